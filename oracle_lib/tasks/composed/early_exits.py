"""Stops early in some cases and does its work in the others."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import If, Statement, Stop
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    leave = If(draw.condition(), (*(draw.block(most=1) if draw.maybe(0.3) else ()), Stop()))
    return (leave, *(draw.block(most=2) if draw.maybe(0.6) else (draw.branch(depth=0),)))
