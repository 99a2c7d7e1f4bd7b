"""Multiplies and divides."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Expression, Number, Product, Quotient, Scaled, Set, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    kind = draw.one("product", "quotient", "scaled")
    if kind == "product":
        value: Expression = Product(draw.leaf(8), draw.operand(8, constant=0.3))
        if draw.maybe(0.4):
            value = draw.combined(value, draw.operand(16))
    elif kind == "quotient":
        by: Expression = Number(draw.one(3, 5, 6, 7, 9, 10, 12, 24, 60, 100))
        value = Quotient(draw.expression(16, draw.one(0, 0, 1)), by, draw.maybe(0.5))
    else:
        value = Scaled(draw.expression(16, draw.one(0, 1)), draw.one(3, 5, 6, 7, 9, 10, 11, 12, 15, 20, 24, 40))
    return (Set(draw.variable(16), value),)
