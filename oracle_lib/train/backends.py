"""Loads a base with a fresh adapter and tells how it computes its loss: the two ways to train one model.

`hf` is transformers, peft and bitsandbytes, with the decoder fused where its architecture is known (Qwen2 and Qwen3);
`unsloth` is Unsloth's kernels, which need a GPU. Both learn from the same packed rows with the same loss.
"""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import torch

from oracle_lib import bases
from oracle_lib.bases import Shape, source
from oracle_lib.chat import Conversation
from oracle_lib.files import outputs
from oracle_lib.models import generate, load_base, load_tokenizer
from oracle_lib.params import Training
from oracle_lib.train.budget import most_kept_layers
from oracle_lib.train.flat import flatten
from oracle_lib.train.fused import Fused, can_fuse
from oracle_lib.train.packing import Packed, packed_nll

if TYPE_CHECKING:
    from peft import PeftModel

LINEAR_LAYERS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")

Nll: TypeAlias = Callable[[Packed], torch.Tensor]
"""The summed negative log-likelihood in nats of packed rows, with gradients to the adapter."""


class Learner(NamedTuple):
    """A model whose adapter learns: its weights end to end (`oracle_lib.train.flat`), and the loss whose gradients add
    up in theirs. It can be called as transformers does while it is `whole`.
    """

    model: "PeftModel"
    weights: torch.nn.Parameter
    nll: Nll
    whole: Callable[[], AbstractContextManager[None]] = nullcontext


def load(base: str, training: Training, seed: int, memory: float) -> Learner:
    """The NF4 base with a fresh adapter, which is float32 (its updates are too small for bf16).

    The adapter begins the same on every machine and backend: it depends on `seed` and its shape alone. `memory` GiB of
    the GPU may be used: what is not needed saves recomputation.
    """
    learner = (_load_unsloth if training.backend == "unsloth" else _load_hf)(base, training, memory)
    draw = torch.Generator().manual_seed(seed)
    for name, weight in learner.model.named_parameters():
        if "lora_A" in name:  # as peft draws it; B is zero
            bound = weight.shape[1] ** -0.5
            weight.data.copy_(torch.empty(weight.shape).uniform_(-bound, bound, generator=draw))
    return learner


def _load_hf(base: str, training: Training, memory: float) -> Learner:
    from peft import LoraConfig, get_peft_model

    base_model: Any = load_base(base, to_train=True)
    excluded = bases.find(base).architecture.excluded
    has_excluded = any(re.fullmatch(excluded or "", name) for name, _ in base_model.named_modules())
    adapter = LoraConfig(
        r=training.rank,
        lora_alpha=training.alpha,
        lora_dropout=0.0,
        target_modules=list(LINEAR_LAYERS),
        exclude_modules=excluded if has_excluded else None,
        task_type="CAUSAL_LM",
    )
    model: Any = get_peft_model(base_model, adapter)
    if can_fuse(model):
        shape = Shape.of(model.config)
        fused = Fused(model, lambda tokens: most_kept_layers(shape, training.rank, tokens, memory))
        return Learner(model, fused.weights, fused.nll, fused.whole)
    if torch.cuda.is_available():
        model.gradient_checkpointing_enable({"use_reentrant": False})
    return Learner(model, _flatten(model), lambda packed: packed_nll(model, packed))


def answers(learner: Learner, base: str, conversations: Sequence[Conversation], max_new_tokens: int) -> list[str]:
    """What the model answers now, greedily, in the conversations' order. Its training goes on as if nobody had asked.

    On a CPU a copy answers: where the processor has AVX512-BF16, a forward without gradients packs the NF4 weights
    anew, and the model would never learn again.
    """
    from peft import get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict

    tokenizer, model = load_tokenizer(base), learner.model
    with torch.random.fork_rng():
        if model.device.type == "cpu":
            copy: Any = get_peft_model(load_base(base), model.peft_config["default"])
            set_peft_model_state_dict(copy, get_peft_model_state_dict(model, save_embedding_layers=False))
            return generate(copy.eval(), tokenizer, conversations, max_new_tokens)
        with learner.whole():
            model.eval()
            try:
                return generate(model, tokenizer, conversations, max_new_tokens)
            finally:
                model.train()


def _flatten(model: "PeftModel") -> torch.nn.Parameter:
    return flatten([weight for weight in model.parameters() if weight.requires_grad])


def _load_unsloth(base: str, training: Training, memory: float) -> Learner:
    os.environ.setdefault("UNSLOTH_COMPILE_LOCATION", str(outputs() / "unsloth"))
    os.environ.setdefault("UNSLOTH_DISABLE_STATISTICS", "1")  # or it reports to its makers
    from unsloth import FastLanguageModel

    loaded, _ = FastLanguageModel.from_pretrained(
        source(base),
        max_seq_length=training.max_length,
        load_in_4bit=True,
        dtype=torch.bfloat16,
    )
    model = FastLanguageModel.get_peft_model(
        loaded,
        r=training.rank,
        lora_alpha=training.alpha,
        lora_dropout=0,
        target_modules=list(LINEAR_LAYERS),
        use_gradient_checkpointing="unsloth",
    )

    def nll(packed: Packed) -> torch.Tensor:
        # Positions alone do not keep packed rows apart here.
        return packed_nll(model, packed, packed_seq_lengths=torch.tensor(packed.lengths, dtype=torch.int32))

    return Learner(model, _flatten(model), nll)
