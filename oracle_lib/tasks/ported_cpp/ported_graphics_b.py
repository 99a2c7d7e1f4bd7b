"""Recipes about tile graphics as C++ functions, part 2 of 2."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program.ported import ported, recipes_about

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return ported(__name__, SUBJECT, rng, recipes_about(SUBJECT, part=1, parts=2))
