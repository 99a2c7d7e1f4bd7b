"""Goes over rows, columns and rectangles of maps that lie row by row or column by column."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.walks import walk

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: walk(choices, ("grid",)))
