"""Recipes about what happens in a game as C++ functions, part 1 of 5."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program.ported import ported, recipes_about

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return ported(__name__, SUBJECT, rng, recipes_about(SUBJECT, part=0, parts=5))
