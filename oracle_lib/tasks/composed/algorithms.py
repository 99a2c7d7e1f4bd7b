"""Small algorithms: loops that carry values from one turn to the next."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import If, Statement
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    made = Algorithms(draw).any()
    if draw.maybe(0.12):
        return (If(draw.condition(), made),)
    return (*made, *draw.block(most=1)) if draw.maybe(0.12) else made
