"""Decodes, encodes, measures and breaks messages in drawn encodings, and writes and reads numbers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.problems import compose
from oracle_lib.tasks.kit.cpp_programs.texts import TEXTS

SUBJECT = "text"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", TEXTS)(choices))
