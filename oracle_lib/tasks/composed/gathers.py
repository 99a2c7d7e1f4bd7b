"""Finds out something about all elements of an array."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import If, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    found = draw.gathered()
    if draw.maybe(0.7):
        return (found,)
    return (found, If(draw.about(found.place), draw.block(most=1)))
