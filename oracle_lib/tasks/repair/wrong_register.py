"""X and Y mixed up in one instruction."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: registers"
COMPLAINTS = (
    "An index has the wrong value.",
    "The counter doesn't count what I want.",
    "I think that I use the wrong register somewhere.",
)
SWAP = {"X": "Y", "Y": "X"}


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if used := re.fullmatch(r"(LD|ST|IN|DE|CP|TA)([XY])(.*)", code(line)):
            start, register, rest = used.groups()
            wrong = f"{start}{SWAP[register]}{rest}"
            if "," not in rest and " #1" not in rest:
                yield Defect(
                    replaced(lines, place, wrong),
                    f"`{wrong}` uses {SWAP[register]} where {register} is meant: it has to be `{code(line)}`.",
                )
