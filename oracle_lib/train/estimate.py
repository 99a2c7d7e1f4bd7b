"""Predicts how long a QLoRA run on the graphics card of docs/plan.md takes at best, and what buys time. Measures
nothing.
"""

import math
from typing import NamedTuple

from oracle_lib import OracleError, bases
from oracle_lib.params import Expert, Machine, Training
from oracle_lib.sample import Split
from oracle_lib.train.budget import most_kept_layers
from oracle_lib.train.qlora import SPARE

_RATES = {"RTX 5060 Ti": 47e12}
"""Dense bf16 multiplications and additions a second with float32 sums, as its maker rates the card."""
_UTILISATION = 0.9
"""The share of the card's rate that is granted to matrix products: more than any training reaches, so that hours stay
a lower bound.
"""
HOPED_HOURS = {"rauru-assembler": (8, 12), "yaze-expert": (3, 5)}
"""The plan's hopes for its card, from best to worst."""


class Load(NamedTuple):
    """A training to predict: `rows` rows, `epochs` times, on `base`."""

    base: str
    rows: int
    epochs: int


def predicted_hours(load: Load, tokens_a_row: float, training: Training, machine: Machine) -> float:
    """Hours for rows of so many tokens on average, if the card does nothing but matrix work: a lower bound.

    Raises `OracleError` for a machine whose card's speed is unknown, or a base that is.
    """
    if machine.card is None or machine.card.name not in _RATES:
        raise OracleError(f"the card of {machine.name} has no known speed; known are {', '.join(_RATES)}")
    operations = _operations_a_token(load.base, tokens_a_row, training, machine.card.cap - SPARE)
    tokens = load.rows * load.epochs * tokens_a_row
    return tokens * operations / (_UTILISATION * _RATES[machine.card.name]) / 3600


def _operations_a_token(base: str, tokens_a_row: float, training: Training, memory: float) -> float:
    """Of the decoder's frozen products: forward, the gradient by their inputs, and what is computed again. Attention,
    adapters and the output layer, which only trained tokens reach, are left out.
    """
    known = bases.find(base)
    shape = known.shape
    if not known.architecture.fused:  # everything is computed again
        return 6.0 * shape.linear_parameters
    *again, down = [outputs * inputs for outputs, inputs in shape.products]
    room, step = training.batch_size * training.max_length, tokens_a_row * training.batch_size * training.accumulation
    full, rest = divmod(step, room)  # a shorter sequence leaves memory to keep more layers
    recomputed = sum(
        tokens / step * (shape.layers - most_kept_layers(shape, training.rank, math.ceil(tokens), memory))
        for tokens in [*[room] * int(full), rest]
    )
    return 4.0 * shape.layers * (sum(again) + down) + 2.0 * recomputed * sum(again)


def ways_to_save_time(expert: Expert, training: Training) -> dict[str, Load]:
    """The training of all that the expert's file asks for, and by what it could be shortened, the cheapest first.

    Shorter rows, the second way, are left to the reader: hours are in proportion to their tokens.
    """
    share = round(sum(expert.domains.values()) * (1 - expert.split.val - expert.split.test))
    rows = min(share, expert.rows.get(Split.TRAIN, share))
    planned = Load(expert.base.huggingface, rows, training.epochs)
    smaller = list(expert.base.siblings.values())[-1:]
    return {
        "as planned": planned,
        "one epoch fewer": planned._replace(epochs=max(1, training.epochs - 1)),
        "half the samples": planned._replace(rows=rows // 2),
        **{f"on {name.partition('/')[2]}": planned._replace(base=name) for name in smaller},
    }
