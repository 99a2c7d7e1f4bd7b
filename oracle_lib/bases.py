"""What is known about the models that experts start from, each in one record. Loads no weights and trains nothing.

A base is named by a reference: `embedded` is the tiny one in this package, `built:<hash>` one that `train.base` built
here, `folder:<name>@<digest>` a folder in Hugging Face form, anything else a Hugging Face id. `choose` gives the
reference of what a user asks for. `find` gives a base's record: the published ones stand in a table, so that a card can
be judged before anything is downloaded, and any other is read from its `config.json`.

The reference of a folder holds the beginning of the sha256 of its weights and no path: it means the same on every
machine. Where the folder lies here, a link under `outputs/base/folders/` tells.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from oracle_lib import OracleError
from oracle_lib.files import outputs, reason_of, relative, sha256, writable_folder
from oracle_lib.params import Expert, did_you_mean

EMBEDDED = Path(__file__).parent / "embedded"
"""The embedded base: its weights, tokenizer, chat template and card."""
BUILT = "built:"
"""What the reference of a base begins with that was built here; the name of its folder follows."""
FOLDER = "folder:"
"""What the reference of a folder begins with; its name follows, "@", and 12 digits of the sha256 of its weights."""

PAD, START, END = SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
"""Those of the embedded base, and of Qwen's."""

_DIGITS = 12
_WHOLE = "a base is a whole folder with weights in safetensors, as hf download or save_pretrained writes it"

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
    def parameters(self) -> int:
        """Of the linear layers, the embeddings and the output layer, which is nearly all."""
        return self.shape.linear_parameters + self.shape.embedding_parameters

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
PUBLISHED = {base.reference: base for base in (*_CODER, *_QWEN3, *_GEMMA3)}


def choose(wanted: str, expert: Expert) -> str:
    """The reference of the base that `wanted`, one of what `Profile.base` may be, means for an expert; "built" stays.

    Raises `OracleError` where there is no such base, and where a folder is none or lacks something.
    """
    known = {"embedded": "embedded", "built": "built", "expert": expert.base.huggingface, **expert.base.siblings}
    if wanted in known:
        return known[wanted]
    if "/" in wanted or wanted.startswith((BUILT, FOLDER)):
        return reference(wanted)
    hint = f"; write ./{wanted} to mean the folder" if Path(wanted).is_dir() else did_you_mean(wanted, [*known])
    raise OracleError(f"{expert.name} has no base {wanted!r}{hint}")


def reference(wanted: str) -> str:
    """What stands for `wanted` wherever it is written down: the reference of a folder, which is found by it from now
    on, or `wanted` itself. Raises `OracleError` where a folder is none or lacks something.
    """
    if not (wanted.startswith(("/", "./", "../", "~/")) or ("/" in wanted and Path(wanted).is_dir())):
        return wanted
    folder = Path(wanted).expanduser().resolve()
    digest = _weights_digest(folder, wanted)[:_DIGITS]
    link = _link(digest)
    if link.resolve() != folder:
        beside = writable_folder(link.parent) / f".{digest}.{os.getpid()}.partial"
        beside.symlink_to(folder)
        beside.replace(link)
    return f"{FOLDER}{re.sub(r'[^A-Za-z0-9._-]', '-', folder.name)}@{digest}"


def require_chosen(wanted: str, expert: Expert, base: str) -> None:
    """Raises `OracleError` where an adapter's `base` is not the one that `wanted` means ("" means any), and where it is
    a folder that is not here or has other weights now.
    """
    if wanted:
        chosen = choose(wanted, expert)
        if _identity(chosen) != _identity(base) and not (chosen == "built" and base.startswith(BUILT)):
            raise OracleError(
                f"the adapter of {expert.name} stands on {base}, not on {chosen}; leave the parameter base empty, or "
                "run 04_train with it first"
            )
    if is_folder(base):
        base_folder(base)


def _identity(base: str) -> str:
    """A folder's weights, whatever it is called; else the base itself."""
    return _folder_digest(base) or base


def is_embedded(base: str) -> bool:
    """Whether it is the one in this package."""
    return base == "embedded"


def is_ours(base: str) -> bool:
    """Whether this project made it: the embedded one, or one that was built here. It is on no hub then."""
    return is_embedded(base) or base.startswith(BUILT)


def is_folder(base: str) -> bool:
    """Whether it is the reference of a folder in Hugging Face form."""
    return base.startswith(FOLDER)


def find(base: str) -> Base:
    """The record of a base. Raises `OracleError` for one that is not here though it should be, that neither the table
    nor the Hub knows, or whose architecture is not known here.
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


def find_context(base: str) -> int:
    """How many tokens a base can read and write in all."""
    return int(_config(base).get_text_config().max_position_embeddings)


def _config(base: str) -> Any:
    with reading_base(base):
        from transformers import AutoConfig

        return AutoConfig.from_pretrained(source(base))


# transformers imports its modules when they are named, and of threads that do so at once one finds them half imported.
_READING = threading.RLock()


@contextmanager
def reading_base(base: str) -> Iterator[None]:
    """One thread at a time. Where a base's files cannot be read, says so in one sentence, with the nearest name that is
    known.
    """
    try:
        with _READING:
            yield
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        hint = "; try again when the Hub can be reached" if base in PUBLISHED else did_you_mean(base, list(PUBLISHED))
        if "gated repo" in reason:
            hint = f"; accept its terms at https://huggingface.co/{base}, then run hf auth login here"
        hint = f"; {_WHOLE}" if is_folder(base) else hint
        raise OracleError(f"the base {base!r} cannot be read ({reason}){hint}") from error


def source(base: str) -> str:
    """What transformers loads a base from: the path of a folder on this machine, or a Hugging Face id."""
    return str(base_folder(base)) if is_ours(base) or is_folder(base) else base


def base_folder(base: str) -> Path:
    """Where a base of ours or a folder lies. Raises `OracleError` for one that is not here, and for a folder whose
    weights have changed.
    """
    if is_embedded(base):
        return EMBEDDED
    if is_folder(base):
        return _find_folder(base)
    folder = outputs() / "base" / base.removeprefix(BUILT)
    if not (folder / "config.json").exists():
        raise OracleError(f"the base {base} is not in {relative(folder.parent)}; run 04_train, which builds it")
    return folder


def _find_folder(base: str) -> Path:
    name, digest = base.removeprefix(FOLDER).rpartition("@")[0], _folder_digest(base)
    folder = _link(digest).resolve()
    if not digest or not folder.is_dir():
        raise OracleError(f"the folder of the base {base} is not known here; name it again, as in: -p base path/{name}")
    now = _weights_digest(folder, name)[:_DIGITS]
    if now != digest:
        raise OracleError(
            f"the weights in the folder {name} are no longer those of {base}, their sha256 begins with {now} now; name "
            "a folder that has the old ones with -p base, or run 04_train on these"
        )
    return folder


def _link(digest: str) -> Path:
    """What leads to the folder whose weights have a sha256 that begins so."""
    return outputs() / "base" / "folders" / digest


def _folder_digest(base: str) -> str:
    """The digits in the reference of a folder; "" in any other, and in one that is none."""
    return found[1] if (found := re.fullmatch(rf"{FOLDER}.+@([0-9a-f]{{{_DIGITS}}})", base)) else ""


def base_digest(base: str) -> str:
    """What identifies the base's weights: the sha256 of those of ours or of a folder, the commit of a Hugging Face id.

    That of weights in several files is the sha256 of their names and digests, as `sha256sum` lists them.
    """
    if is_ours(base) or is_folder(base):
        return _weights_digest(base_folder(base), base)
    commit = getattr(_config(base), "_commit_hash", None)
    if not commit:
        raise OracleError(f"{base} has no commit to know its weights by; name a repository of the Hugging Face Hub")
    return str(commit)


def _weights_digest(folder: Path, called: str) -> str:
    files = _weights(folder, called)
    digests = [_file_digest(path, (at := path.stat()).st_size, at.st_mtime_ns) for path in files]
    if len(files) == 1:
        return digests[0]
    listed = "".join(f"{digest}  {path.name}\n" for path, digest in zip(files, digests, strict=True))
    return hashlib.sha256(listed.encode()).hexdigest()


@lru_cache
def _file_digest(path: Path, size: int, changed: int) -> str:
    """Kept while the file stays as it is: gigabytes take seconds."""
    return sha256(path)


def _weights(folder: Path, called: str) -> list[Path]:
    """The files of a folder's weights, in alphabetical order."""
    if not folder.is_dir():
        raise OracleError(f"there is no folder {called}; {_WHOLE}")
    if not (folder / "config.json").is_file():
        raise OracleError(f"{called} has no config.json; {_WHOLE}")
    single, index = folder / "model.safetensors", folder / "model.safetensors.index.json"
    if single.is_file():
        return [single]
    if not index.is_file():
        raise OracleError(f"{called} has neither {single.name} nor {index.name}; {_WHOLE}")
    try:
        names = sorted(set(json.loads(index.read_bytes())["weight_map"].values()))
        files = [folder / name for name in names]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise OracleError(f"{called} has a {index.name} that is no index of weights; {_WHOLE}") from None
    if missing := [path.name for path in files if not path.is_file()]:
        raise OracleError(f"{called} lacks {len(missing)} of the files of its weights, such as {missing[0]}; {_WHOLE}")
    return files


def local_folder(base: str) -> Path:
    """The folder with a base's files, which a Hugging Face id is downloaded to where it is not there yet."""
    if is_ours(base) or is_folder(base):
        return base_folder(base)
    from huggingface_hub import snapshot_download

    with reading_base(base):
        return Path(
            snapshot_download(base, revision=base_digest(base), allow_patterns=["*.json", "*.safetensors", "*.jinja"])
        )


def weight_files(base: str) -> list[Path]:
    """The files of a base's weights, in alphabetical order."""
    return _weights(local_folder(base), base)


def read_families(base: str) -> frozenset[str] | None:
    """The task families whose instructions a base read when it was pretrained; None for one that others made."""
    if not is_ours(base):
        return None
    return frozenset(json.loads((base_folder(base) / "build.json").read_bytes())["asked"])
