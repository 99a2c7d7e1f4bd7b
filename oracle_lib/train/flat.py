"""The weights of an adapter as one tensor and their gradients as another, and the AdamW that steps over them.

An adapter is hundreds of small tensors (672 on the 14B shape). Whatever goes over them one by one, to clip, update, sum
among GPUs or zero them, leaves a GPU waiting; bitsandbytes even waits for the GPU after each.
"""

from collections.abc import Sequence
from typing import Any, cast

import torch


def flatten(weights: Sequence[torch.nn.Parameter]) -> torch.nn.Parameter:
    """Lays weights end to end. They become views of the result, and their gradients of its gradient, which is never
    None: gradients add up in it until it is zeroed.
    """
    sizes = [weight.numel() for weight in weights]
    flat = torch.nn.Parameter(torch.cat([weight.detach().flatten() for weight in weights]))
    flat.grad = torch.zeros_like(flat)
    for weight, part, slope in zip(weights, flat.detach().split(sizes), flat.grad.split(sizes), strict=True):
        weight.data, weight.grad = part.view_as(weight), slope.view_as(weight)
    return flat


def adamw(flat: torch.nn.Parameter, learning_rate: float) -> torch.optim.Optimizer:
    """AdamW without decay: 8-bit on a GPU, PyTorch's own on a CPU."""
    if not flat.is_cuda:
        return torch.optim.AdamW([flat], lr=learning_rate, weight_decay=0.0, fused=True)
    import bitsandbytes

    optimizer: torch.optim.Optimizer = cast(Any, bitsandbytes).optim.AdamW8bit(
        [flat], lr=learning_rate, weight_decay=0.0
    )
    return optimizer
