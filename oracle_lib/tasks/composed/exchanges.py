"""Exchanges or orders numbers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Compared, If, Read, Statement, Swap
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    width = draw.one(8, 16)
    left, right = draw.variable(width), draw.variable(width)
    if draw.maybe(0.3):
        return (Swap(left, right),)
    if draw.maybe(0.5):
        return (If(draw.condition(), (Swap(left, right),)),)
    order = Compared(draw.one("<", ">", "<", ">="), Read(left), Read(right), draw.maybe(0.3))
    return (If(order, draw.block(most=1), draw.block(most=1)),)
