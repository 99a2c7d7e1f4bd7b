"""Goes over bytes, words or packed fields of a buffer and makes something of them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.walks import walk

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return compose(
        __name__, SUBJECT, rng, lambda choices: walk(choices, ("bytes", "part", "stream", "words", "packed"))
    )
