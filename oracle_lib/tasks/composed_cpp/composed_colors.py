"""Converts, mixes, fades and compares colours of drawn layouts, and changes whole palettes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.colors import COLORS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", COLORS)(choices))
