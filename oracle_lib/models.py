"""Loads base models, tokenizers and adapters, and asks them: greedy answers, and the likelihood of given ones.

All bases go through the same code, whatever their reference (`oracle_lib.bases`). Nothing here trains.

One trap shapes the callers: on CPUs with AVX512-BF16, bitsandbytes repacks NF4 weights at the first forward pass in
evaluation mode, and the model no longer passes gradients on. Whatever trains loads a model of its own and never lets it
evaluate.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from oracle_lib import OracleError, bases
from oracle_lib.bases import BF16_BYTES, Shape, base_digest, base_folder, is_folder, is_ours, reading_base, source
from oracle_lib.chat import IGNORED, Conversation, Row, chat_ids, encode_all
from oracle_lib.decoding import decode
from oracle_lib.files import sha256
from oracle_lib.processor import require_processor
from oracle_lib.records import Adapter

if TYPE_CHECKING:  # imported where they are used: torch and transformers take seconds to load
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_VOCABULARY_CHUNK = 512

# On a CPU it warns at every load of a 4-bit model that an optional kernel is missing, which changes nothing here.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

# Read when torch loads. By default its threads spin while they wait for each other; where anything else runs on the
# same cores, that made a training step four times slower (1,136 against 298 ms on two cores). Spinning briefly before
# they sleep trains at 5,060 tokens/s on two idle cores and 2,009 beside a busy process; not at all, at 3,551 and 2,593.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "4000")

# Packed steps differ in length; without this, the memory between blocks of other sizes would be lost.
os.environ.setdefault("PYTORCH_ALLOC_CONF", "expandable_segments:True")


def load_tokenizer(base: str) -> "PreTrainedTokenizerBase":
    """The tokenizer of a base, with its chat template; an answer ends with its `eos_token`.

    One without padding, or that pads with its end, gets the padding of its architecture: masked with the padding, the
    end would never be learned. Raises `OracleError` where it has no such token.
    """
    with reading_base(base):
        from transformers import AutoTokenizer, PreTrainedTokenizerFast

        if is_ours(base):
            folder = base_folder(base)
            # Not AutoTokenizer: for a qwen2 folder it silently puts Qwen's pre-tokenizer in the place of ours.
            return PreTrainedTokenizerFast(
                tokenizer_file=str(folder / "tokenizer.json"),
                pad_token=bases.PAD,
                eos_token=bases.END,
                clean_up_tokenization_spaces=False,
                chat_template=(folder / "chat_template.jinja").read_text(encoding="utf-8"),
            )
        known = bases.find(base).architecture
        # A folder's own file, where it has one, for the same reason.
        is_whole = is_folder(base) and (base_folder(base) / "tokenizer.json").is_file()
        kind: Any = PreTrainedTokenizerFast if is_whole else AutoTokenizer
        tokenizer: PreTrainedTokenizerBase = kind.from_pretrained(source(base))
    has_end, template = known.end in tokenizer.get_vocab(), tokenizer.chat_template
    if not has_end or not template:
        missing = "chat template" if has_end else f"{known.end}, which ends a turn"
        raise OracleError(f"the tokenizer of {base} has no {missing}; choose a model that was taught to chat")
    tokenizer.eos_token = known.end  # a template may end turns with another token than the one it names
    if tokenizer.pad_token_id in (None, tokenizer.eos_token_id):
        fault = "has no padding" if tokenizer.pad_token_id is None else f"pads with {known.end}, which ends an answer"
        if known.padding not in tokenizer.get_vocab():
            raise OracleError(
                f"the tokenizer of {base} {fault}, and it lacks {known.padding}, with which its architecture pads; add "
                "that token, or choose another base"
            )
        tokenizer.pad_token = known.padding
        _say_once(f"the tokenizer of {base} {fault}; {known.padding} pads in its place")
    settings = "".join(f"{{%- set {name} = {str(value).lower()} -%}}\n" for name, value in known.chat.items())
    tokenizer.chat_template = f"{settings}{template}"
    return tokenizer


@cache
def _say_once(sentence: str) -> None:
    print(sentence)


def load_base(base: str, nf4: bool = True, to_train: bool = False) -> "PreTrainedModel":
    """The base model, on the GPU where there is one; `nf4` quantises its linear layers to 4 bits.

    It is in evaluation mode unless it is loaded `to_train`. Raises `OracleError` for a base that is too large for a
    machine without a GPU, for one that lacks weights, and for one whose weights are not in the 4 bits that its
    config.json speaks of.
    """
    require_processor(base)
    with reading_base(base):
        import torch
        from transformers import AutoModelForCausalLM, BitsAndBytesConfig
        from transformers.utils import logging as transformers_logging

        on_gpu = torch.cuda.is_available()
        if is_ours(base):
            transformers_logging.disable_progress_bar()  # it loads at once
        quantization = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
        loaded: Any = AutoModelForCausalLM.from_pretrained(
            source(base),
            dtype=torch.bfloat16 if on_gpu else torch.float32,
            device_map={"": torch.cuda.current_device()} if on_gpu else None,
            quantization_config=quantization if nf4 else None,
            attn_implementation="sdpa",
            output_loading_info=True,
        )
    model, found = loaded
    if missing := sorted(found["missing_keys"]):  # transformers fills them with random numbers
        raise OracleError(
            f"the base {base} lacks {len(missing)} of its weights, such as {missing[0]}; name a folder that has all"
        )
    _require_quantised(model, base)
    return cast("PreTrainedModel", model.train(to_train))


def _require_quantised(model: "PreTrainedModel", base: str) -> None:
    """transformers believes a config.json that speaks of 4 bits, and only the first question would fail."""
    from bitsandbytes.nn.modules import Linear4bit, Params4bit

    for name, module in model.named_modules():
        if isinstance(module, Linear4bit) and not isinstance(module.weight, Params4bit):
            raise OracleError(
                f"the config.json of {base} says that its weights are in 4 bits, but {name}.weight is not; take "
                '"quantization_config" out of that file, and they are quantised when they are read'
            )


def load_adapter(adapter: Adapter, nf4: bool = True) -> "PeftModel":
    """The adapter on its base, in evaluation mode."""
    return load_adapters([adapter], nf4)


def load_adapters(adapters: Sequence[Adapter], nf4: bool = True) -> "PeftModel":
    """Several adapters on the base they share, each under its expert's name; the first one is active.

    Raises `OracleError` where an adapter's files or its base are not what they were when it was trained.
    """
    from peft import PeftModel

    first = adapters[0]
    for adapter in adapters:
        if (adapter.base, adapter.base_sha256) != (first.base, first.base_sha256):
            raise OracleError(
                f"the adapters of {first.expert} and {adapter.expert} stand on different bases; train both on one"
            )
        if not adapter.folder.exists() or sha256(adapter.folder) != adapter.sha256:
            raise OracleError(f"the adapter {adapter.path} is missing or damaged; run 04_train again with force")
    if base_digest(first.base) != first.base_sha256:
        raise OracleError(f"{first.base} is no longer what {first.path} was trained on; run 04_train again")
    model = PeftModel.from_pretrained(load_base(first.base, nf4), first.folder, adapter_name=first.expert)
    for adapter in adapters[1:]:
        model.load_adapter(adapter.folder, adapter_name=adapter.expert)
    return model.eval()


class CompletionNll(NamedTuple):
    """How likely a model finds given answers: summed negative log-likelihood in nats, tokens, and UTF-8 bytes of text.

    The end-of-answer token counts among the tokens but has no bytes. Sums over conversations give the corpus's
    perplexity `exp(nll / tokens)` and bits per byte `nll / ln 2 / bytes`.
    """

    nll: float
    tokens: int
    bytes: int


def completion_nll(
    model: "PreTrainedModel | PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    conversations: Sequence[Conversation],
    batch_tokens: int = 8192,
) -> list[CompletionNll]:
    """The likelihood of each conversation's answers, teacher forced, in the conversations' order.

    Batches hold up to `batch_tokens` padded tokens; logits exist for a few hundred positions at a time and never for a
    whole batch.
    """
    rows = encode_all(tokenizer, conversations)
    sums = [0.0] * len(rows)
    for batch in _by_length([len(row.ids) for row in rows], batch_tokens):
        for index, nll in zip(batch, row_nll(model, tokenizer, [rows[index] for index in batch]), strict=True):
            sums[index] = nll
    return [
        CompletionNll(
            nll=total,
            tokens=sum(label != IGNORED for label in row.labels),
            bytes=sum(len(m["content"].encode()) for m in conversation if m["role"] == "assistant"),
        )
        for total, row, conversation in zip(sums, rows, conversations, strict=True)
    ]


def row_nll(
    model: "PreTrainedModel | PeftModel", tokenizer: "PreTrainedTokenizerBase", rows: Sequence[Row]
) -> list[float]:
    """The summed negative log-likelihood in nats of each row's labels, from one right-padded batch."""
    import torch
    import torch.nn.functional as functional

    longest = max(len(row.ids) for row in rows)
    device = model.device
    ids = torch.full((len(rows), longest), tokenizer.pad_token_id, device=device)
    labels = torch.full((len(rows), longest), IGNORED, device=device)
    mask = torch.zeros((len(rows), longest), dtype=torch.long, device=device)
    for index, row in enumerate(rows):
        ids[index, : len(row.ids)] = torch.tensor(row.ids)
        labels[index, : len(row.ids)] = torch.tensor(row.labels)
        mask[index, : len(row.ids)] = 1
    causal = _causal(model)
    with torch.no_grad():
        hidden = causal.get_decoder()(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        measured = labels[:, 1:] != IGNORED
        owners, targets, states = measured.nonzero()[:, 0], labels[:, 1:][measured], hidden[:, :-1][measured]
        head = causal.get_output_embeddings()
        losses = [
            functional.cross_entropy(head(part).float(), target, reduction="none")
            for part, target in zip(states.split(_VOCABULARY_CHUNK), targets.split(_VOCABULARY_CHUNK), strict=True)
        ]
        sums = torch.zeros(len(rows), dtype=torch.float64, device=device)
        sums.index_add_(0, owners, torch.cat(losses).double())
    return [float(value) for value in sums]


def generate(
    model: "PreTrainedModel | PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    conversations: Sequence[Conversation],
    max_new_tokens: int,
    rows: int | None = None,
    adapters: Sequence[str | None] | None = None,
) -> list[str]:
    """Each conversation's next answer, decoded greedily, in the conversations' order.

    `rows` and `adapters` are those of `decode`; the names of adapters are those of `load_adapters`.
    """
    prompts = [chat_ids(tokenizer, conversation, add_generation_prompt=True) for conversation in conversations]
    return [text for (text,) in decode(model, tokenizer, prompts, max_new_tokens, rows=rows, adapters=adapters)]


def for_decoding(model: "PreTrainedModel | PeftModel") -> "PreTrainedModel | PeftModel":
    """The model in the form that decodes fastest here: merged on a GPU with room for that, else as it is.

    A model that is merged is used up.
    """
    import torch

    linear = Shape.of(model.config).linear_parameters * BF16_BYTES
    return merged(model) if model.device.type == "cuda" and 2 * linear < torch.cuda.mem_get_info()[0] else model


def merged(model: "PreTrainedModel | PeftModel") -> "PreTrainedModel":
    """The model's function without NF4 and adapters: each linear layer becomes one matrix in the model's own type.

    It differs from the model, which is used up and must not have run yet, by rounding alone. Only to decode: quantised
    again, it would be worse than the adapter on its base.
    """
    causal = _causal(model)
    _merge_below(causal, causal.dtype)
    return cast("PreTrainedModel", causal)


def _merge_below(parent: Any, dtype: Any) -> None:
    from bitsandbytes.nn.modules import Linear4bit
    from peft.tuners.lora import LoraLayer

    for name, child in parent.named_children():
        if isinstance(child, LoraLayer | Linear4bit):
            setattr(parent, name, _plain(child, dtype))
        else:
            _merge_below(child, dtype)


def _plain(layer: Any, dtype: Any) -> Any:
    """A linear layer with what an NF4 layer and its active adapters compute, if it has any."""
    import torch
    from bitsandbytes.functional import dequantize_4bit
    from bitsandbytes.nn.modules import Linear4bit
    from peft.tuners.lora import LoraLayer

    adapted = isinstance(layer, LoraLayer)
    inner: Any = layer.get_base_layer() if adapted else layer
    kept: Any = inner.weight
    weight = (dequantize_4bit(kept.data, kept.quant_state) if isinstance(inner, Linear4bit) else kept.data).float()
    for adapter in layer.active_adapters if adapted else ():
        weight += layer.get_delta_weight(adapter)
    plain = torch.nn.Linear(inner.in_features, inner.out_features, bias=inner.bias is not None, device="meta")
    plain.weight = torch.nn.Parameter(weight.to(dtype), requires_grad=False)
    if inner.bias is not None:
        plain.bias = torch.nn.Parameter(inner.bias.data.to(dtype), requires_grad=False)
    return plain


def _causal(model: "PreTrainedModel | PeftModel") -> Any:
    """The language model itself, with the adapter's layers in it where there is one."""
    from peft import PeftModel

    return model.get_base_model() if isinstance(model, PeftModel) else model


def _by_length(lengths: Sequence[int], batch_tokens: int) -> Iterator[list[int]]:
    """Indices in batches of like length whose padded size stays within `batch_tokens` (a longer row is a batch)."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > batch_tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
