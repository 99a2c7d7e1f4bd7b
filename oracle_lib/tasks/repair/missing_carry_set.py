"""A subtraction whose carry was never set."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: carry"
COMPLAINTS = (
    "The result is sometimes one too small.",
    "Now and then the answer is wrong, and only the state of the carry seems to differ.",
    "The outcome depends on what ran before this routine.",
)
DONORS = (
    "subtract_floor",
    "subtract_24",
    "distance",
    "use_one",
    "modulo_constant",
    "save_checksum",
    "spend_rupees",
    "find_byte",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, DONORS)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if code(line) == "SEC":
            yield Defect(
                replaced(lines, place),
                "The carry is an input of `SBC` (clear means borrow) and an answer to the caller. Nothing sets it "
                "here, so it holds whatever came before; `SEC` puts that right.",
            )
