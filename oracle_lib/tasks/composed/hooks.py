"""Hooks a routine so that it does one thing more."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.hooking import hooked

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return hooked(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    if draw.maybe(0.3):
        return (draw.branch(depth=0),)
    return (draw.simple(),) if draw.maybe(0.7) else draw.block()
