"""Recipes about blocks of memory as C++ functions, part 1 of 3."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program.ported import ported, recipes_about

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return ported(__name__, SUBJECT, rng, recipes_about(SUBJECT, part=0, parts=3))
