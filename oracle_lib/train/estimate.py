"""Predicts how long a QLoRA run on the plan's graphics card takes at best. Measures nothing."""

from oracle_lib import OracleError
from oracle_lib.models import parameters_in_name
from oracle_lib.params import Machine

_FLOP_A_TOKEN = 79e9 / 14
"""For each billion of parameters: forward, backward and the recomputed forward of full gradient checkpointing."""
_FLOPS = {"RTX 5060 Ti": 47e12}
"""Dense bf16 matrix work a second, by card."""


def predicted_hours(base: str, tokens: int, epochs: int, machine: Machine) -> float:
    """Hours that `epochs` passes over `tokens` tokens take if the card does nothing but matrix work: a lower bound.

    Raises `OracleError` for a machine whose card's speed is unknown, or a base whose name does not tell its size.
    """
    if machine.card is None or machine.card.name not in _FLOPS:
        raise OracleError(f"the card of {machine.name} has no known speed; known are {', '.join(_FLOPS)}")
    billions = parameters_in_name(base)
    if billions is None:
        raise OracleError(f"the name {base} does not tell how many parameters it has; hours cannot be predicted")
    return tokens * epochs * billions * _FLOP_A_TOKEN / _FLOPS[machine.card.name] / 3600
