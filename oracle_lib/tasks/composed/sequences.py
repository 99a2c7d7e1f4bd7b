"""Does several things one after the other, as routines of real hacks do."""

import random
from collections.abc import Callable

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    parts: list[Callable[[], tuple[Statement, ...]]] = [
        lambda: draw.block(most=2),
        lambda: (draw.branch(),),
        lambda: (draw.assignment(1, draw.one(8, 16)),),
        lambda: (draw.gathered(),),
        lambda: (draw.each(stops=False),),
        lambda: (draw.items(),),
        lambda: (draw.moved(),),
    ]
    count = draw.one(2, 2, 3, 3, 4)
    return tuple(
        statement for part in draw.rng.choices(parts, (4, 5, 3, 1.5, 1.5, 1.5, 1), k=count) for statement in part()
    )
