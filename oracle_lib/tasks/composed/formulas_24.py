"""Computes and compares numbers of 24 bits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Compared, If, Read, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    total = draw.variable(24)
    if draw.maybe(0.5):
        return (draw.update(total),)
    if draw.maybe(0.5):
        return (draw.assignment(1, 24),)
    relation = draw.one("<", ">=", ">", "<=", "==", "!=")
    return (If(Compared(relation, Read(total), draw.operand(24)), draw.block(), draw.block(most=1)),)
