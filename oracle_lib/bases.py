"""What is known about the models that experts start from, each in one record. Loads no weights and trains nothing.

A base is named by a reference: `embedded` is the tiny one in this package, `built:<hash>` one that `train.base` built
here, anything else a Hugging Face id. `find` gives its record: the published ones stand in a table, so that a card can
be judged before anything is downloaded, and any other is read from its `config.json`.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from oracle_lib import OracleError
from oracle_lib.files import outputs, relative, sha256
from oracle_lib.params import did_you_mean

EMBEDDED = Path(__file__).parent / "embedded"
"""The embedded base: its weights, tokenizer, chat template and card."""
BUILT = "built:"
"""What the reference of a base begins with that was built here; the name of its folder follows."""

PAD, START, END = SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
"""Those of the embedded base, and of Qwen's."""

NF4_BYTES = 0.5 + 1 / 64 + 4 / (64 * 256)
"""A weight: 4 bits, a scale of 8 bits for 64 weights, and a scale of those in float32 for 256 of them."""
BF16_BYTES = 2


class Shape(NamedTuple):
    """The sizes of a decoder that decide its memory. In a `tied` base, embeddings and output layer are one matrix; with
    `head_norms`, each head's query and key are normed before they turn.
    """

    hidden: int
    feed_forward: int
    layers: int
    heads: int
    key_heads: int
    head_width: int
    vocabulary: int
    tied: bool
    head_norms: bool = False

    @staticmethod
    def of(config: Any) -> "Shape":
        """From the transformers config of a decoder, or of a model that also sees."""
        text = config.get_text_config()
        heads, key_heads = text.num_attention_heads, text.num_key_value_heads
        width = getattr(text, "head_dim", None) or text.hidden_size // heads
        sizes = (text.hidden_size, text.intermediate_size, text.num_hidden_layers, heads, key_heads, width)
        return Shape(*sizes, text.vocab_size, tied=text.tie_word_embeddings, head_norms=text.model_type != "qwen2")

    @property
    def products(self) -> list[tuple[int, int]]:
        """Outputs and inputs of the fused products of a layer: query-key-value, output, gate-up, down."""
        attention, keys = self.heads * self.head_width, 2 * self.key_heads * self.head_width
        return [
            (attention + keys, self.hidden),
            (self.hidden, attention),
            (2 * self.feed_forward, self.hidden),
            (self.hidden, self.feed_forward),
        ]

    @property
    def linear_parameters(self) -> int:
        """Of the linear layers of the decoder: those that NF4 and adapters are for."""
        return self.layers * sum(outputs * inputs for outputs, inputs in self.products)

    @property
    def embedding_parameters(self) -> int:
        """Of the embeddings and the output layer."""
        return self.vocabulary * self.hidden * (1 if self.tied else 2)

    def adapter_parameters(self, rank: int) -> int:
        """Of A and B on all seven linear layers."""
        (qkv, hidden), (_, attention), (gate_up, _), (_, feed_forward) = self.products
        a_layer = 3 * hidden + qkv + attention + hidden + 2 * hidden + gate_up + feed_forward + hidden
        return self.layers * rank * a_layer


@dataclass(frozen=True)
class Architecture:
    """What bases of one kind have in common: how they are built and how a chat is framed.

    `model_types` are its names in a `config.json`. An answer ends with the token `end`, rows are padded with `padding`,
    and no text may hold one of the `control` tokens. `chat` are variables that the chat template is given. Adapters
    leave out the modules whose names match `excluded`. A `fused` one is what `train.fused` can compute.
    """

    model_types: tuple[str, ...]
    end: str
    padding: str
    control: tuple[str, ...]
    chat: Mapping[str, bool] = field(default_factory=dict)
    excluded: str | None = None
    fused: bool = False


QWEN2 = Architecture(("qwen2",), END, PAD, control=SPECIAL_TOKENS, fused=True)
# Qwen3 thinks before it answers, and its template writes an empty thought into every answer. The prompt must hold the
# same one, or the thought would be trained.
QWEN3 = Architecture(
    ("qwen3",),
    END,
    PAD,
    control=(*SPECIAL_TOKENS, "<think>", "</think>"),
    chat={"enable_thinking": False},
    fused=True,
)
# Gemma 3 sees pictures through layers of the same names as the decoder's, which text never reaches.
GEMMA3 = Architecture(
    ("gemma3", "gemma3_text"),
    "<end_of_turn>",
    "<pad>",
    control=("<start_of_turn>", "<end_of_turn>", "<bos>", "<eos>", "<pad>"),
    excluded=".*vision_tower.*",
)
ARCHITECTURES = (QWEN2, QWEN3, GEMMA3)

CONTROL_TOKENS = tuple(dict.fromkeys(token for one in ARCHITECTURES for token in one.control))
"""What frames a chat for any known base. A data set that is free of them can train all."""


@dataclass(frozen=True)
class Base:
    """A model that experts can start from. `licence` is the Hub's identifier, and `licence_name` what an "other" one is
    called.
    """

    reference: str
    architecture: Architecture
    shape: Shape
    licence: str = "other"
    licence_name: str | None = None

    @property
    def smaller(self) -> tuple[str, ...]:
        """Its published siblings of fewer parameters, the smallest first: for smaller cards and for trials."""
        series = next((series for series in _SERIES if self in series), (self,))
        return tuple(base.reference for base in series[: series.index(self)])

    @property
    def memory(self) -> float:
        """GiB that it takes with its linear layers in NF4 and the embeddings and the output layer in bf16."""
        linear, embeddings = self.shape.linear_parameters, self.shape.embedding_parameters
        return (linear * NF4_BYTES + embeddings * BF16_BYTES) / 2**30


_APACHE = "apache-2.0"
_CODER = (
    Base("Qwen/Qwen2.5-Coder-0.5B-Instruct", QWEN2, Shape(896, 4864, 24, 14, 2, 64, 151936, tied=True), _APACHE),
    Base("Qwen/Qwen2.5-Coder-1.5B-Instruct", QWEN2, Shape(1536, 8960, 28, 12, 2, 128, 151936, tied=True), _APACHE),
    Base(
        "Qwen/Qwen2.5-Coder-3B-Instruct",
        QWEN2,
        Shape(2048, 11008, 36, 16, 2, 128, 151936, tied=True),
        "other",
        "qwen-research",
    ),
    Base("Qwen/Qwen2.5-Coder-7B-Instruct", QWEN2, Shape(3584, 18944, 28, 28, 4, 128, 152064, tied=False), _APACHE),
    Base("Qwen/Qwen2.5-Coder-14B-Instruct", QWEN2, Shape(5120, 13824, 48, 40, 8, 128, 152064, tied=False), _APACHE),
)
_QWEN3 = (
    Base("Qwen/Qwen3-0.6B", QWEN3, Shape(1024, 3072, 28, 16, 8, 128, 151936, tied=True, head_norms=True), _APACHE),
    Base("Qwen/Qwen3-1.7B", QWEN3, Shape(2048, 6144, 28, 16, 8, 128, 151936, tied=True, head_norms=True), _APACHE),
    Base("Qwen/Qwen3-4B", QWEN3, Shape(2560, 9728, 36, 32, 8, 128, 151936, tied=True, head_norms=True), _APACHE),
    Base("Qwen/Qwen3-8B", QWEN3, Shape(4096, 12288, 36, 32, 8, 128, 151936, tied=False, head_norms=True), _APACHE),
    Base("Qwen/Qwen3-14B", QWEN3, Shape(5120, 17408, 40, 40, 8, 128, 151936, tied=False, head_norms=True), _APACHE),
)
_GEMMA3 = (
    Base(
        "google/gemma-3-270m-it", GEMMA3, Shape(640, 2048, 18, 4, 1, 256, 262144, tied=True, head_norms=True), "gemma"
    ),
    Base("google/gemma-3-1b-it", GEMMA3, Shape(1152, 6912, 26, 4, 1, 256, 262144, tied=True, head_norms=True), "gemma"),
    Base(
        "google/gemma-3-4b-it", GEMMA3, Shape(2560, 10240, 34, 8, 4, 256, 262208, tied=True, head_norms=True), "gemma"
    ),
    Base(
        "google/gemma-3-12b-it", GEMMA3, Shape(3840, 15360, 48, 16, 8, 256, 262208, tied=True, head_norms=True), "gemma"
    ),
)
_SERIES = (_CODER, _QWEN3, _GEMMA3)
"""Bases that descend from one, the smallest first."""
PUBLISHED = {base.reference: base for series in _SERIES for base in series}


def is_embedded(base: str) -> bool:
    """Whether it is the one in this package."""
    return base == "embedded"


def is_ours(base: str) -> bool:
    """Whether this project made it: the embedded one, or one that was built here. It is on no hub then."""
    return is_embedded(base) or base.startswith(BUILT)


def find(base: str) -> Base:
    """The record of a base. Raises `OracleError` for one that was not built here, that neither the table nor the Hub
    knows, or whose architecture is not known here.
    """
    if base in PUBLISHED:
        return PUBLISHED[base]
    config = _config(base)
    architecture = next((one for one in ARCHITECTURES if config.model_type in one.model_types), None)
    if architecture is None:
        known = ", ".join(name for one in ARCHITECTURES for name in one.model_types)
        raise OracleError(
            f"the base {base} is a {config.model_type}, and only {known} are known here; choose one of those, or "
            "describe it in oracle_lib/bases.py"
        )
    if is_ours(base):
        return Base(base, architecture, Shape.of(config), "mit")
    return Base(base, architecture, Shape.of(config))


def _config(base: str) -> Any:
    from transformers import AutoConfig

    with reading_base(base):
        return AutoConfig.from_pretrained(base_folder(base) if is_ours(base) else base)


@contextmanager
def reading_base(base: str) -> Iterator[None]:
    """Where a base's files cannot be read, says so in one sentence, with the nearest name that is known."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0].rstrip(".")
        hint = "; try again when the Hub can be reached" if base in PUBLISHED else did_you_mean(base, list(PUBLISHED))
        raise OracleError(f"the base {base!r} cannot be read ({reason}){hint}") from error


def base_folder(base: str) -> Path:
    """Where a base of ours lies. Raises `OracleError` for one that has not been built here."""
    if is_embedded(base):
        return EMBEDDED
    folder = outputs() / "base" / base.removeprefix(BUILT)
    if not (folder / "config.json").exists():
        raise OracleError(f"the base {base} is not in {relative(folder.parent)}; run 04_train, which builds it")
    return folder


def base_digest(base: str) -> str:
    """What identifies the base's weights: the sha256 of the file of one of ours, the commit of a Hugging Face id."""
    if is_ours(base):
        return sha256(base_folder(base) / "model.safetensors")
    commit = getattr(_config(base), "_commit_hash", None)
    if not commit:
        raise OracleError(f"{base} has no commit to know its weights by; name a repository of the Hugging Face Hub")
    return str(commit)


def read_families(base: str) -> frozenset[str] | None:
    """The task families whose instructions a base read when it was pretrained; None for one that others made."""
    if not is_ours(base):
        return None
    return frozenset(json.loads((base_folder(base) / "build.json").read_bytes())["asked"])
