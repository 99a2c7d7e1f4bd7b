"""Decimal mode switched on and never off, or never on."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: arithmetic and logic"
COMPLAINTS = (
    "Decimal numbers go wrong somewhere around this code.",
    "My counters behave strangely since I added this routine.",
    "Additions don't give what they should, here or later.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("bcd_add",))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    reasons = {
        "SED": "Without `SED` the CPU adds in binary, so digits above 9 appear.",
        "CLD": "Decimal mode stays on after the routine, and every later addition is decimal. `CLD` switches it off.",
    }
    for place, line in enumerate(lines):
        if code(line) in reasons:
            yield Defect(replaced(lines, place), reasons[code(line)])
