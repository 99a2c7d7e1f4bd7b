"""Stores checksums in the data that they cover, and checks or corrects those."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.banked import SEALED
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", SEALED)(choices))
