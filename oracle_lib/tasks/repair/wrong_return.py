"""A return instruction that doesn't match the call."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: calls and stack"
COMPLAINTS = (
    "The game crashes the moment this routine ends.",
    "Execution never comes back to the caller.",
    "After this routine my debugger shows code from a place that makes no sense.",
)
CALLS = {"RTS": ("RTL", "JSR", "two bytes"), "RTL": ("RTS", "JSL", "three bytes")}


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if code(line) in CALLS:
            wrong, call, size = CALLS[code(line)]
            yield Defect(
                replaced(lines, place, wrong),
                f"The caller uses `{call}`, which pushes {size}, so the routine must end with `{code(line)}`. "
                f"`{wrong}` pulls another number of bytes and returns to a wrong address.",
            )
