"""Looks something up in a table that the routine brings along."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Expression, Item, Read, Set, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    table = draw.table(draw.one(3, 4, 4, 5, 6, 8, 8, 16), draw.one(8, 8, 16))
    found: Expression = Read(Item(table, draw.index(table.length)))
    if draw.maybe(0.5):
        return (Set(draw.variable(table.width), found),)
    target = draw.known(table.width)
    return (Set(target, draw.combined(Read(target), found)),)
