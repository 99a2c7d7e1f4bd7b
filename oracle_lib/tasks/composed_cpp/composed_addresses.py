"""Turns offsets into addresses and cells into offsets, and back, under drawn mappings."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.addresses import ADDRESSES
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", ADDRESSES)(choices))
