"""Does something where one element, or every one, is as asked."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import If, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    return (If(draw.some(), draw.block(), draw.block(most=1) if draw.maybe(0.4) else ()),)
