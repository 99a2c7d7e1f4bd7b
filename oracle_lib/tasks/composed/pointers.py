"""Reads and writes through pointers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    return (draw.pointed(),) if draw.maybe(0.8) else (draw.pointed(), *draw.block(most=1))
