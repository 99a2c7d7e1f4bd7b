"""Computes a word from others by a formula."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    return (draw.assignment(draw.one(1, 1, 2, 2, 3), 16),)
