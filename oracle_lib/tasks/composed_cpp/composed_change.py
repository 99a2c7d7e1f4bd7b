"""A composed function of which one requirement has changed, to be changed with it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.everything import any_program
from oracle_lib.tasks.kit.cpp_programs.problems import change

SUBJECT = "C++ changes"


def draw(rng: random.Random) -> Problem:
    return change(__name__, SUBJECT, rng, any_program)
