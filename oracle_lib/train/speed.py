"""How fast and how full the machine is while it trains."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from oracle_lib.processor import matrix_rate

if TYPE_CHECKING:
    from peft import PeftModel


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
