"""Reads, writes and converts pixels and tiles in drawn bit planes, packings and sheets."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.planes import PLANES
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", PLANES)(choices))
