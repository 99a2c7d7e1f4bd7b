"""Loads base models, tokenizers and adapters, and runs them: greedy generation and the likelihood of given answers.

A base is named by a reference: `embedded` is the tiny one in this package, `embedded:<hash>` one that `train.base`
built here, anything else a Hugging Face id. All go through the same code. Nothing here trains.

One trap shapes the callers: on CPUs with AVX512-BF16, bitsandbytes repacks NF4 weights at the first forward pass in
evaluation mode, and the model no longer passes gradients on. Whatever trains loads a model of its own and never lets it
evaluate.
"""

import json
import logging
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from oracle_lib import OracleError
from oracle_lib.files import outputs, relative, sha256
from oracle_lib.records import Adapter, Message

if TYPE_CHECKING:  # imported where they are used: torch and transformers take seconds to load
    from peft import PeftModel
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

EMBEDDED = Path(__file__).parent / "embedded"
"""The embedded base: its weights, tokenizer, chat template and card."""

PAD, START, END = SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
_GEMMA_END = "<end_of_turn>"
IGNORED = -100
"""The label of a token that is read but neither trained nor measured."""

_PREFIX = "embedded:"
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

Conversation: TypeAlias = Sequence[Message]


def is_embedded(base: str) -> bool:
    return base == "embedded" or base.startswith(_PREFIX)


def base_folder(base: str) -> Path:
    """Where an embedded base lies. Raises `OracleError` for one that has not been built here."""
    if base == "embedded":
        return EMBEDDED
    folder = outputs() / "base" / base.removeprefix(_PREFIX)
    if not (folder / "config.json").exists():
        raise OracleError(f"the base {base} is not in {relative(folder.parent)}; run 04_train, which builds it")
    return folder


def base_digest(base: str) -> str:
    """What identifies the base's weights: the sha256 of an embedded base's file, the commit of a Hugging Face id."""
    if is_embedded(base):
        return sha256(base_folder(base) / "model.safetensors")
    from transformers import AutoConfig

    commit = getattr(AutoConfig.from_pretrained(base), "_commit_hash", None)
    if not commit:
        raise OracleError(f"{base} has no commit to know its weights by; name a repository of the Hugging Face Hub")
    return str(commit)


def read_families(base: str) -> frozenset[str] | None:
    """The task families whose instructions a base read when it was pretrained; None for one that others made."""
    if not is_embedded(base):
        return None
    return frozenset(json.loads((base_folder(base) / "build.json").read_bytes())["asked"])


def load_tokenizer(base: str) -> "PreTrainedTokenizerBase":
    """The tokenizer of a base, with its chat template; `pad` and `eos` differ.

    Raises `OracleError` for a tokenizer whose padding
    is its end of text: the end would be masked with the padding, and the model would never learn to stop.
    """
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    tokenizer: PreTrainedTokenizerBase
    if is_embedded(base):
        folder = base_folder(base)
        # Not AutoTokenizer: for a qwen2 folder it silently puts Qwen's pre-tokenizer in the place of ours.
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(folder / "tokenizer.json"),
            pad_token=PAD,
            eos_token=END,
            clean_up_tokenization_spaces=False,
            chat_template=(folder / "chat_template.jinja").read_text(encoding="utf-8"),
        )
    else:
        tokenizer = AutoTokenizer.from_pretrained(base)
        if _GEMMA_END in tokenizer.get_vocab():  # Gemma's template ends turns with another token than its eos_token
            tokenizer.eos_token = _GEMMA_END
    if tokenizer.pad_token_id is None or tokenizer.pad_token_id == tokenizer.eos_token_id:
        raise OracleError(f"the tokenizer of {base} pads with its end-of-text token; set another pad_token")
    return tokenizer


def needed_memory(base: str) -> float:
    """GiB of GPU memory that an NF4 base takes, by the size in its name ("...-14B-..."); 0 where the name has none."""
    # 4.13 bits a weight in the linear layers; the embeddings and the head stay in bf16.
    return (parameters_in_name(base) or 0.0) * 0.67


def parameters_in_name(base: str) -> float | None:
    """Billions of parameters, as a model's name tells them: 14 for "Qwen2.5-Coder-14B-Instruct"."""
    size = re.search(r"(\d+(?:\.\d+)?)b(?![a-z])", base, re.IGNORECASE)
    return float(size.group(1)) if size else None


def load_base(base: str, nf4: bool = True, to_train: bool = False) -> "PreTrainedModel":
    """The base model, on the GPU where there is one; `nf4` quantises its linear layers to 4 bits.

    It is in evaluation mode unless it is loaded `to_train`. Raises `OracleError` for a Hugging Face base on a machine
    without a GPU.
    """
    import torch
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig
    from transformers.utils import logging as transformers_logging

    on_gpu = torch.cuda.is_available()
    if not is_embedded(base) and not on_gpu:
        raise OracleError(
            f"{base} needs a GPU with {needed_memory(base):.0f} GiB for the model alone, and this machine has none; "
            "use the profile demo here"
        )
    if is_embedded(base):
        transformers_logging.disable_progress_bar()  # it loads at once
    quantization = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    model: Any = AutoModelForCausalLM.from_pretrained(
        base_folder(base) if is_embedded(base) else base,
        dtype=torch.bfloat16 if on_gpu else torch.float32,
        device_map={"": torch.cuda.current_device()} if on_gpu else None,
        quantization_config=quantization if nf4 else None,
        attn_implementation="sdpa",
    )
    return cast("PreTrainedModel", model.train(to_train))


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
            raise OracleError(f"the adapter {adapter.path} is missing or damaged; run 04_train again with force=True")
    if base_digest(first.base) != first.base_sha256:
        raise OracleError(f"{first.base} is no longer what {first.path} was trained on; run 04_train again")
    model = PeftModel.from_pretrained(load_base(first.base, nf4), first.folder, adapter_name=first.expert)
    for adapter in adapters[1:]:
        model.load_adapter(adapter.folder, adapter_name=adapter.expert)
    return model.eval()


def chat_ids(tokenizer: "PreTrainedTokenizerBase", messages: Conversation, add_generation_prompt: bool) -> list[int]:
    """The token ids of a conversation in the tokenizer's chat template."""
    turns: Any = list(messages)
    ids: Any = tokenizer.apply_chat_template(
        turns, tokenize=True, add_generation_prompt=add_generation_prompt, return_dict=False
    )
    return list(ids)


def comment_prompt(instruction: str, language: str) -> str:
    """An instruction in the form that the embedded base was pretrained on: comment lines, which the code then follows.

    `language` is "asm" or "cpp". It is how to ask the base what it knew before it learned to chat.
    """
    mark = {"asm": ";", "cpp": "//"}[language]
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in instruction.splitlines())


class Row(NamedTuple):
    """A conversation as a model reads it. `labels` are the ids where they are trained and measured, else `IGNORED`."""

    ids: list[int]
    labels: list[int]


def encode(tokenizer: "PreTrainedTokenizerBase", messages: Conversation) -> Row:
    """A conversation whose labels are the assistant's answers, each up to and including the token that ends it.

    Raises `OracleError` where the template does not end an answer with the tokenizer's `eos_token` (a model trained on
    it would never stop), renders a prompt otherwise with its answer than without, or where nobody answers.
    """
    ids = chat_ids(tokenizer, messages, add_generation_prompt=False)
    labels = [IGNORED] * len(ids)
    for turn, message in enumerate(messages):
        if message["role"] != "assistant":
            continue
        prompt = chat_ids(tokenizer, messages[:turn], add_generation_prompt=True)
        answered = chat_ids(tokenizer, messages[: turn + 1], add_generation_prompt=False)
        if answered[: len(prompt)] != prompt or ids[: len(answered)] != answered:
            raise OracleError("the chat template renders a prompt otherwise once it is answered; use the base's own")
        ends = [place for place in range(len(prompt), len(answered)) if answered[place] == tokenizer.eos_token_id]
        if not ends:
            raise OracleError(
                f"the chat template does not end an answer with {tokenizer.eos_token}; use the base's own"
            )
        labels[len(prompt) : ends[-1] + 1] = answered[len(prompt) : ends[-1] + 1]
    if all(label == IGNORED for label in labels):
        raise OracleError("the conversation has no assistant's answer to learn from; export the dataset again")
    return Row(ids, labels)


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
    rows = [encode(tokenizer, conversation) for conversation in conversations]
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
    batch_size: int = 16,
    adapters: Sequence[str | None] | None = None,
) -> list[str]:
    """Each conversation's next answer, decoded greedily, in the conversations' order.

    An answer ends at the tokenizer's `eos_token`, which is left out, or after `max_new_tokens`. Batches are padded on
    the left and hold conversations of like length; the same conversations and batch size give the same answers.
    `adapters` names, for each conversation, which of the adapters of `load_adapters` answers (None: the base alone); a
    batch may mix them.
    """
    prompts = [chat_ids(tokenizer, conversation, add_generation_prompt=True) for conversation in conversations]
    answers = [""] * len(prompts)
    order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        chosen = [adapters[index] for index in batch] if adapters else None
        texts = continue_ids(model, tokenizer, [prompts[index] for index in batch], max_new_tokens, chosen)
        for index, text in zip(batch, texts, strict=True):
            answers[index] = text
    return answers


def continue_ids(
    model: "PreTrainedModel | PeftModel",
    tokenizer: "PreTrainedTokenizerBase",
    prompts: Sequence[Sequence[int]],
    max_new_tokens: int,
    adapters: Sequence[str | None] | None = None,
    temperature: float = 0.0,
) -> list[str]:
    """What the model, or for each prompt the adapter named, writes after it, as one left-padded batch.

    It decodes greedily at temperature 0, and above it samples with PyTorch's random state.
    """
    import torch

    causal: Any = model
    longest = max(len(prompt) for prompt in prompts)
    ids = torch.full((len(prompts), longest), tokenizer.pad_token_id)
    mask = torch.zeros_like(ids)
    for index, prompt in enumerate(prompts):
        ids[index, longest - len(prompt) :] = torch.tensor(prompt)
        mask[index, longest - len(prompt) :] = 1
    with torch.no_grad():
        written = causal.generate(
            input_ids=ids.to(model.device),
            attention_mask=mask.to(model.device),
            max_new_tokens=max_new_tokens,
            do_sample=temperature > 0,
            temperature=temperature or None,
            top_p=None,
            top_k=0 if temperature else None,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
            **({"adapter_names": [name or "__base__" for name in adapters]} if adapters else {}),
        )[:, longest:]
    texts: list[str] = tokenizer.batch_decode(written, skip_special_tokens=True)
    return texts


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
