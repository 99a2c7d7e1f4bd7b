"""Goes over records or structs, by a count, a terminator or to the end, and makes something of a field."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.walks import walk

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: walk(choices, ("records", "records", "structs")))
