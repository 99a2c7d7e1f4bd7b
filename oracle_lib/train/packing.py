"""Rows side by side without padding, and the loss on them without logits in memory. Trains nothing.

The rows of an optimiser step are laid end to end in as few sequences as fit. Positions restart with each row, and
attention never crosses from one to the next, so packing changes neither a row's logits nor how many rows a step learns
from: it only leaves the padding out.
"""

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from oracle_lib.chat import IGNORED, Row
from oracle_lib.train.budget import HEAD_CHUNK

if TYPE_CHECKING:
    from peft import PeftModel


class Packed(NamedTuple):
    """Rows laid end to end, as host arrays: what a model reads at once. `lengths` are the rows', in order.

    A position's target is the id that it must predict, the one after it, or `IGNORED` where nothing is learned.
    """

    ids: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]
    lengths: tuple[int, ...]

    @property
    def trained(self) -> int:
        """Tokens with a loss."""
        return int((self.targets != IGNORED).sum())


class Step(NamedTuple):
    """A process's share of an optimiser step, and how many tokens all processes together read and learn in it."""

    parts: list[Packed]
    tokens: int
    trained: int


def pack(rows: Sequence[Row], room: int) -> list[Packed]:
    """The rows in sequences of at most `room` tokens; a longer row has a sequence to itself. There are as many as it
    takes when the longest rows are laid first where they fit, but filled evenly if that fits too.
    """
    bins: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: -len(row.ids)):
        for held in bins:
            if tokens_of(held) + len(row.ids) <= room:
                held.append(row)
                break
        else:
            bins.append([row])
    even = deal(rows, len(bins))
    fits = all(tokens_of(held) <= room for held in even)
    return [_lay_end_to_end(held) for held in (even if fits else bins)]


def pack_step(rows: Sequence[Row], room: int, process: int, processes: int) -> Step:
    """The rows of a step as one of several processes reads them."""
    return Step(
        parts=pack(rows_of_process(rows, process, processes), room),
        tokens=tokens_of(rows),
        trained=sum(label != IGNORED for row in rows for label in row.labels[1:]),
    )


def rows_of_process(rows: Sequence[Row], process: int, processes: int) -> list[Row]:
    """The rows of a step that fall to one of several processes. One for which none is left reads a row and learns
    nothing from it, because the others wait for it.
    """
    shortest = min(rows, key=lambda row: len(row.ids))
    return deal(rows, processes)[process] or [Row(shortest.ids, [IGNORED] * len(shortest.ids))]


def deal(rows: Sequence[Row], hands: int) -> list[list[Row]]:
    """The rows in so many lists of about as many tokens each: the longest first, to whom has fewest."""
    dealt: list[list[Row]] = [[] for _ in range(hands)]
    for row in sorted(rows, key=lambda row: -len(row.ids)):
        min(dealt, key=tokens_of).append(row)
    return dealt


def tokens_of(rows: Sequence[Row]) -> int:
    return sum(len(row.ids) for row in rows)


def _lay_end_to_end(rows: Sequence[Row]) -> Packed:
    return Packed(
        ids=np.concatenate([row.ids for row in rows]),
        targets=np.concatenate([[*row.labels[1:], IGNORED] for row in rows]),
        lengths=tuple(len(row.ids) for row in rows),
    )


def positions(lengths: Sequence[int]) -> torch.Tensor:
    """The place of every token in its row, of shape (tokens,)."""
    return torch.cat([torch.arange(length) for length in lengths])


def packed_nll(model: "PeftModel", packed: Packed, **more: Any) -> torch.Tensor:
    """The summed negative log-likelihood in nats of the targets, differentiable; for any model of
    transformers whose logits are its output layer's product alone.

    Without a mask and a cache, transformers takes positions that restart for packed rows and keeps them apart. `more`
    goes to the decoder.
    """
    causal: Any = model.get_base_model()
    ids = torch.from_numpy(packed.ids)[None].to(model.device)
    places = positions(packed.lengths)[None].to(model.device)
    hidden = causal.get_decoder()(input_ids=ids, position_ids=places, use_cache=False, **more).last_hidden_state[0]
    learned, targets = select_targets(packed, model.device)
    return head_nll(hidden[learned], causal.get_output_embeddings().weight, targets)


def select_targets(packed: Packed, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """The positions with a target, and those targets."""
    learned = np.flatnonzero(packed.targets != IGNORED)
    targets = packed.targets[learned]
    return torch.from_numpy(learned).to(device, non_blocking=True), torch.from_numpy(targets).to(
        device, non_blocking=True
    )


def compiled_on_gpu(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function in one GPU kernel for tensors of any length; unchanged on a CPU."""
    compiled = torch.compile(function, dynamic=True)

    @functools.wraps(function)
    def call(first: torch.Tensor, *others: Any) -> Any:
        return (compiled if first.is_cuda else function)(first, *others)

    return call


@compiled_on_gpu
def softmax_nll(logits: torch.Tensor, targets: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The summed negative log-likelihood of the targets, and its gradient by the logits, in their type."""
    known = logits.float()
    log_sum = known.logsumexp(-1, keepdim=True)
    at_target = torch.arange(known.shape[-1], device=known.device) == targets[:, None]
    nll = (log_sum[:, 0] - (known * at_target).sum(-1)).sum()
    return nll, ((known - log_sum).exp() - at_target.float()).to(logits.dtype)


def head_nll(hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The summed negative log-likelihood in nats of `targets` (tokens,) after `hidden` (tokens, width), by a frozen
    output layer `head` (vocabulary, width).
    """
    nll: torch.Tensor = _HeadNll.apply(hidden, head, targets)  # type: ignore[no-untyped-call]
    return nll


class _HeadNll(torch.autograd.Function):
    """Takes the gradient along with the loss, a chunk at a time: no logits are kept or made again."""

    @staticmethod
    def forward(ctx: Any, hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        total = torch.zeros((), device=hidden.device)
        gradient = torch.empty_like(hidden) if ctx.needs_input_grad[0] else None
        for start in range(0, len(hidden), HEAD_CHUNK):
            part = slice(start, start + HEAD_CHUNK)
            nll, slope = softmax_nll(hidden[part] @ head.T, targets[part])
            total += nll
            if gradient is not None:
                gradient[part] = slope @ head
            del slope  # or the next chunk's logits would stand beside it
        ctx.save_for_backward(gradient)
        return total

    @staticmethod
    def backward(ctx: Any, scale: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * scale.to(gradient.dtype), None, None
