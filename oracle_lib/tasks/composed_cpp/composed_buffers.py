"""Compares, patches, moves, splits and fills buffers, and looks for free space."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.buffers import BUFFERS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", BUFFERS)(choices))
