"""Answers a question in the carry."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Report, Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    if draw.maybe(0.3):
        return (Report(draw.some()),)
    return (*(draw.block(most=1) if draw.maybe(0.15) else ()), draw.flag())
