"""Calls another routine of the game in some cases."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import If, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    call = draw.called()
    if draw.maybe(0.2):
        return (*draw.block(most=1), call)
    return (If(draw.condition(), (*(draw.block(most=1) if draw.maybe(0.5) else ()), call)),)
