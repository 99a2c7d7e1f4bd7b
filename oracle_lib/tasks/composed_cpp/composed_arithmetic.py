"""Takes numbers through chains of wrapping, clamping, scaling and bit moves."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.addresses import ARITHMETIC
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "arithmetic"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", ARITHMETIC)(choices))
