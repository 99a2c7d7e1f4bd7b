"""Takes bit fields and records apart and puts them together, in drawn layouts."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp_programs.layouts import LAYOUTS
from oracle_lib.tasks.kit.cpp_programs.problems import compose

SUBJECT = "bit fields"


def draw(rng: random.Random) -> Problem:
    return compose(__name__, SUBJECT, rng, lambda choices: choices.pick("program", LAYOUTS)(choices))
