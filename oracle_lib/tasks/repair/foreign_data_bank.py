"""Absolute accesses that trust a data bank nobody has set."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "It reads garbage when it is called from another bank.",
    "Since I moved it to an expanded bank, the table values are wrong.",
    "The data is right in the ROM, but the routine gets something else.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("own_bank_table",))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    yield Defect(
        tuple(line for line in lines if code(line) not in ("PHB", "PHK", "PLB")),
        "Absolute addresses use the data bank, which still belongs to the caller. `PHB`, `PHK`, `PLB` make it the "
        "routine's own bank, and `PLB` at the end gives the caller's back.",
    )
