"""Reads streams of drawn formats: unpackers, scripts, commands of drawn lengths, blocks of entries."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.formats import PARSERS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", PARSERS)(choices))
