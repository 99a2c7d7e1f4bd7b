"""Changes the letters of a text, or finds out something about them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Statement
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.problem import composed

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return composed(__name__, SUBJECT, rng, _build)


def _build(draw: Drawer) -> tuple[Statement, ...]:
    return (draw.over_text(),) if draw.maybe(0.5) else (draw.gathered(draw.text()),)
