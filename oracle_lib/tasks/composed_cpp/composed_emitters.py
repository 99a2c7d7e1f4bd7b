"""Writes drawn formats: run-length packers, headers, pointer tables, blocks of entries."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.formats import EMITTERS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", EMITTERS)(choices))
