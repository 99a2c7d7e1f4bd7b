"""Predicts what a QLoRA step takes of a card's memory, part by part, and what can be bought with memory to spare.

The prediction is for the fused path (`oracle_lib.train.fused`) and counts its tensors. No factor is fitted, but which
tensors stand together at the peak was settled by looking at runs of the 14B shape. Sizes are GiB.
"""

import json
import urllib.error
import urllib.request
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from oracle_lib import bases
from oracle_lib.bases import BF16_BYTES as _BF16
from oracle_lib.bases import NF4_BYTES, Shape
from oracle_lib.params import Training

HEAD_CHUNK = 512
"""Positions whose logits exist at a time: 152,064 x 512 of them in bf16 are 149 MiB."""
_FLOAT = 4
_WORKSPACE = 32 * 2**20
"""Bytes that cuBLAS takes for itself on an H100, in each of the two threads that multiply, forward and backward."""
PLAN = {"model": 8.0, "LoRA": 2.0, "optimiser": 3.0, "batch": 2.0}
"""The budget in docs/plan.md for its 16 GB card."""


def shape_of(base: str) -> Shape | None:
    """The shape of a base that the fused path can train, None for another."""
    found = bases.find(base)
    return found.shape if found.architecture.fused else None


@dataclass(frozen=True)
class Budget:
    """What each part takes, in GiB. `kept_layers` layers are not recomputed, which `activations` includes."""

    weights: float
    embeddings: float
    adapters: float
    optimiser: float
    buffers: float
    activations: float
    logits: float
    kept_layers: int

    @property
    def by_plan(self) -> dict[str, float]:
        """The same by the plan's parts, and their sum."""
        model, optimiser = self.weights + self.embeddings, self.optimiser
        return {
            "model": model,
            "LoRA": self.adapters,
            "optimiser": optimiser,
            "batch": self.peak - model - self.adapters - optimiser,
            "peak": self.peak,
        }

    @property
    def peak(self) -> float:
        """Activations of the decoder and logits never stand together at their largest."""
        held = self.weights + self.embeddings + self.adapters + self.optimiser + self.buffers
        return held + max(self.activations, self.logits)


def predict(shape: Shape, rank: int, tokens: int, kept_layers: int = 0) -> Budget:
    """The budget of a step that reads at most `tokens` at a time, with adapters of `rank`."""
    (qkv, _), (_, attention), (gate_up, _), _ = shape.products
    adapter = shape.adapter_parameters(rank)
    saved = shape.layers * tokens * shape.hidden * _BF16
    normed = (shape.heads + shape.key_heads) * shape.head_width if shape.head_norms else 0
    a_kept_layer = tokens * (qkv + normed + attention + shape.hidden + gate_up + 8 * rank) * _BF16
    # While a layer's MLP is taken back: what the layer keeps, the gradients of the residual stream and of the MLP's
    # output. A kept layer at work has its activations already.
    a_layer_taken_back = tokens * (2 * shape.hidden + shape.feed_forward) * _BF16 + a_kept_layer
    logits = HEAD_CHUNK * shape.vocabulary * 2 * _BF16 + 4 * tokens * shape.hidden * _BF16
    return Budget(
        weights=shape.linear_parameters * NF4_BYTES / 2**30,
        embeddings=shape.vocabulary * shape.hidden * _BF16 / 2**30,
        adapters=adapter * 2 * _FLOAT / 2**30,  # weights and gradients
        optimiser=adapter * 2 / 2**30,
        buffers=(
            sum(outputs * inputs for outputs, inputs in shape.products) * _BF16  # a layer's weights
            + adapter // shape.layers * (_BF16 + _FLOAT)  # its adapters beside them, and their gradients
            + 2 * _WORKSPACE
        )
        / 2**30,
        activations=(saved + kept_layers * a_kept_layer + a_layer_taken_back - (a_kept_layer if kept_layers else 0))
        / 2**30,
        logits=(saved + kept_layers * a_kept_layer + logits) / 2**30,
        kept_layers=kept_layers,
    )


def predicted_budget(base: str, training: Training, memory: float) -> Budget | None:
    """What training a base takes of `memory` GiB, None for one that the fused path cannot train."""
    shape, tokens = shape_of(base), training.batch_size * training.max_length
    if shape is None:
        return None
    return predict(shape, training.rank, tokens, most_kept_layers(shape, training.rank, tokens, memory))


def most_kept_layers(shape: Shape, rank: int, tokens: int, memory: float) -> int:
    """How many layers can do without recomputation within `memory` GiB; 0 where nothing fits."""
    counts = range(shape.layers + 1)  # the peak grows with each
    return max(0, bisect_right(counts, memory, key=lambda kept: predict(shape, rank, tokens, kept).peak) - 1)


def measured(model: Any, optimizer: Any, loaded: int, peak: int) -> dict[str, float]:
    """GiB that a training took, by the plan's parts: `loaded` bytes before its first step, adapters with their
    gradients among them, and `peak` bytes at most.
    """
    adapter = sum(weight.numel() * weight.element_size() for weight in model.parameters() if weight.requires_grad)
    states = [value for state in optimizer.state.values() for value in state.values()]
    optimiser = sum(value.numel() * value.element_size() for value in states if hasattr(value, "element_size"))
    parts = {"model": loaded - 2 * adapter, "LoRA": 2 * adapter, "optimiser": optimiser}
    return {
        name: round(size / 2**30, 3)
        for name, size in {**parts, "batch": peak - sum(parts.values()), "peak": peak}.items()
    }


def does_not_fit(base: str, memory: float, training: Training) -> str:
    """One sentence for a base whose largest step needs more than there is: what to turn, cheapest first."""
    knobs = [
        f"training.batch_size below {training.batch_size} (with a larger accumulation)"
        if training.batch_size > 1
        else "",
        f"training.max_length below {training.max_length}",
        f"training.rank below {training.rank}",
    ]
    return (
        f"the largest step on {base} does not fit into {memory:.1f} GiB; lower, in this order, "
        f"{', '.join(filter(None, knobs))}, or choose a smaller base"
    )


def models_in_ollama(address: str) -> dict[str, float]:
    """GiB of GPU memory that each model loaded by the Ollama at `address` holds; nothing where none answers."""
    try:
        with urllib.request.urlopen(f"{address}/api/ps", timeout=2) as answer:
            loaded = json.load(answer)["models"]
            return {model["name"]: model["size_vram"] / 2**30 for model in loaded if model.get("size_vram")}
    except (urllib.error.URLError, TimeoutError, ConnectionError, ValueError, LookupError, TypeError, AttributeError):
        return {}
