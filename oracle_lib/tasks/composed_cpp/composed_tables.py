"""Goes over what a pointer table, a list with a terminator or length-prefixed entries hold."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.walks import walk

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: walk(choices, ("pointers", "list", "prefixed")))
