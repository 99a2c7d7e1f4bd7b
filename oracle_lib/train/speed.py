"""How fast and how full the machine is while it trains."""

import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from peft import PeftModel


@cache
def matrix_rate() -> float:
    """Multiplications and additions a second that this machine reaches in large matrix products: bf16 on a GPU,
    float32 on a CPU. Takes well under a second.
    """
    on_gpu = torch.cuda.is_available()
    size, kind = (8192, torch.bfloat16) if on_gpu else (1024, torch.float32)
    # Random values: a product of zeros is up to a tenth faster than one of real data.
    a, b = (torch.randn(size, size, dtype=kind, device="cuda" if on_gpu else "cpu") for _ in range(2))
    best = float("inf")
    for _ in range(4):
        started = time.perf_counter()
        for _ in range(3):
            a @ b
        if on_gpu:
            torch.cuda.synchronize()
        best = min(best, (time.perf_counter() - started) / 3)
    return 2 * size**3 / best


@dataclass(frozen=True)
class Speed:
    """What a trained token costs at least, in operations (a multiplication and an addition are two)."""

    operations: float

    @staticmethod
    def of(model: "PeftModel") -> "Speed":
        """Forward and the gradient by the inputs of every frozen product, nothing computed twice; the output layer
        counts as one of them, attention and the adapters are left out.
        """
        frozen = sum(
            module.in_features * module.out_features
            for name, module in model.named_modules()
            if isinstance(module, torch.nn.Linear) and "lora_" not in name
        )
        return Speed(operations=4.0 * frozen)

    def utilisation(self, tokens_per_second: float) -> float:
        """The share of the machine's matrix rate that goes into work which training cannot do without."""
        return tokens_per_second * self.operations / matrix_rate()

    @staticmethod
    def peak_memory() -> dict[str, float]:
        """GiB allocated on the GPU at most, so far; nothing on a CPU."""
        if not torch.cuda.is_available():
            return {}
        return {"peak_memory": round(torch.cuda.max_memory_allocated() / 2**30, 2)}
