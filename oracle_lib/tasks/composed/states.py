"""Does what belongs to each state of a machine."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    return (draw.switch(),) if draw.maybe(0.8) else (draw.switch(), *draw.block(most=1))
