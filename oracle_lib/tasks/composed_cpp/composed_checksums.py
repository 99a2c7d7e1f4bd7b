"""Sums, hashes and checksums with drawn steps, over any kind of data."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.walks import walk

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    return compose(
        __name__,
        SUBJECT,
        rng,
        lambda choices: walk(choices, ("bytes", "part", "stream", "words", "records", "list"), ("fold",)),
    )
