"""Follows pointers through banks of a ROM: words, long pointers, and tables of their single bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.banked import BANKED
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", BANKED)(choices))
