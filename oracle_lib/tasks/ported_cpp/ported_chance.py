"""Recipes about random numbers as C++ functions."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program.ported import ported, recipes_about

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    return ported(__name__, SUBJECT, rng, recipes_about(SUBJECT))
