"""Changes an existing routine to what it shall do from now on."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import changed

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return changed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    kinds = (
        lambda: (draw.branch(),),
        lambda: (draw.simple(), draw.branch(depth=0)),
        lambda: (draw.assignment(draw.one(1, 2), draw.one(8, 16)),),
        lambda: (draw.gathered(),),
        lambda: (draw.each(),),
        lambda: (draw.items(),),
    )
    made: tuple[Statement, ...] = draw.one(*kinds)()
    return (*made, *draw.block(most=1)) if draw.maybe(0.4) else made
