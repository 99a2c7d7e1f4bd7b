"""AdamW over all adapters as one tensor: 8-bit on a GPU, PyTorch's own on a CPU.

An adapter is hundreds of small tensors (672 on the 14B shape). bitsandbytes updates one at a time, and waits for the
GPU after each.
"""

from collections.abc import Sequence
from typing import Any, cast

import torch


def one_optimizer(weights: Sequence[torch.nn.Parameter], learning_rate: float) -> torch.optim.Optimizer:
    """An AdamW that updates the weights as one tensor, laid end to end; its state is that of the one tensor.

    The weights become views of it, and again before a step should anything have moved them since, as accelerate does
    when it prepares a model for several processes on a CPU.
    """
    flat = torch.nn.Parameter(torch.cat([weight.detach().flatten() for weight in weights]))
    parts = flat.detach().split([weight.numel() for weight in weights])

    def bind() -> None:
        for weight, part in zip(weights, parts, strict=True):
            if weight.data_ptr() != part.data_ptr():
                part.copy_(weight.detach().flatten())
                weight.data = part.view_as(weight)

    def gather(*_: Any) -> None:
        bind()
        flat.grad = torch.cat([cast(torch.Tensor, weight.grad).flatten() for weight in weights])

    def forget(*_: Any) -> None:
        flat.grad = None

    bind()
    optimizer: torch.optim.Optimizer
    if flat.is_cuda:
        import bitsandbytes

        optimizer = cast(Any, bitsandbytes).optim.AdamW8bit([flat], lr=learning_rate, weight_decay=0.0)
    else:
        optimizer = torch.optim.AdamW([flat], lr=learning_rate, weight_decay=0.0, fused=True)
    optimizer.register_step_pre_hook(gather)
    optimizer.register_step_post_hook(forget)
    return optimizer
