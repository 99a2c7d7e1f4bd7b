"""What the machine at hand can compute: how fast it multiplies, which bases may run on it without a GPU, and how long
they take there. Loads no model.
"""

import time
from functools import cache
from typing import TextIO

from oracle_lib import OracleError, bases

CPU_PARAMETERS = 1_000_000_000
"""Of the largest base that may run without a GPU."""
_SHARE = 0.25
"""Of the CPU's rate in matrix products, what a base of half a billion parameters reached while it learned."""
_STEP = 64
"""A step of writing, a token for each row of a batch, took it as long as reading so many tokens: each step unpacks all
NF4 weights anew.
"""
_OF_A_RUN = (
    f"take a base of at most {CPU_PARAMETERS / 1e9:.0f} billion parameters, as with -p base 0.5B, or the profile demo, "
    "or run it on a machine that has one (docs/remote.md)"
)


@cache
def matrix_rate() -> float:
    """Multiplications and additions a second that this machine reaches in large matrix products: bf16 on a GPU,
    float32 on a CPU. Takes well under a second.
    """
    import torch

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


def is_slow(base: str) -> bool:
    """Whether it is a base of others on a machine without a GPU."""
    import torch

    return not bases.is_ours(base) and not torch.cuda.is_available()


def _is_too_large(base: str) -> bool:
    """Whether it has more than `CPU_PARAMETERS`, on a machine without a GPU."""
    return is_slow(base) and bases.find(base).parameters > CPU_PARAMETERS


def require_processor(base: str, use: str = "to answer", remedy: str = _OF_A_RUN) -> None:
    """Raises `OracleError` for a base that is too large here. The `remedy` is one that the user has."""
    if _is_too_large(base):
        memory = bases.find(base).memory + 2
        raise OracleError(
            f"{base} needs a GPU with at least {memory:.0f} GiB {use}, and this machine has none; {remedy}"
        )


def say_how_long(base: str, what: str, learned: int = 0, steps: int = 0, file: TextIO | None = None) -> None:
    """Prints how long `what` takes a base of others on a CPU: so many tokens to learn from, and steps of writing.

    It is predicted from a measured matrix product, and gives the order of magnitude. On a GPU nothing is said, nor of
    a base that is too large here, which is refused.
    """
    if not is_slow(base) or _is_too_large(base):
        return
    parameters = bases.find(base).shape.linear_parameters
    # A weight is multiplied and added once to read a token; to learn from one, once more for the gradient, and once
    # more because it is computed again.
    operations = 2 * parameters * (3 * learned + _STEP * steps)
    seconds = operations / (_SHARE * matrix_rate())
    told = f"{base} runs without a GPU here: {what} takes about {in_words(seconds)}, as predicted from a matrix product"
    print(told, file=file)


def in_words(seconds: float) -> str:
    """A time as people say it: `40 s`, `12 min`, `3.5 h`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
