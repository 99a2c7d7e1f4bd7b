"""A composed function with one defect, to be mended: a wrong index, mask, shift, stride, sign or order of bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.everything import any_program
from oracle_lib.tasks.kit.cpp_programs.problems import repair

SUBJECT = "C++ repairs"


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, any_program)
