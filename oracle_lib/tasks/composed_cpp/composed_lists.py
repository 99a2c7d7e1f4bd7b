"""Sorts, merges, groups and places structs, ranges and blocks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.buffers import LISTS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "ROM layout"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", LISTS)(choices))
