"""An access that lost its index register."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "Only one element is ever touched.",
    "It keeps using the first entry.",
    "The loop runs, but always on the same byte.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if indexed := re.fullmatch(r"(\w+\.[bwl] \S+),([XY])", code(line)):
            wrong, register = indexed.groups()
            yield Defect(
                replaced(lines, place, wrong),
                f"`{wrong}` always uses the same address. It must be indexed by {register}: `{code(line)}`.",
            )
