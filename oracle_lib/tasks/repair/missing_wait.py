"""A product or quotient read before the multiplier or divider has finished it."""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: arithmetic and logic"
COMPLAINTS = (
    "The hardware gives a wrong result, although I write the right numbers to it.",
    "It works in an old emulator and gives wrong numbers on the console.",
    "The registers are the right ones, but what I read back is nonsense.",
)
DONORS = ("divide_word", "multiply_bytes", "multiply_word", "random_below", "scale_fraction", "word_digits")
UNITS = {"$4203": ("multiplication", 8), "$4206": ("division", 16)}


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, DONORS)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if write := re.fullmatch(r"STA\.w (\$420[36])", code(line)):
            waits = sum(1 for _ in takewhile(_only_waits, lines[place + 1 :]))
            if waits:
                unit, cycles = UNITS[write[1]]
                yield Defect(
                    replaced(lines, place + 1, count=waits),
                    f"The write to `{write[1]}` starts a {unit} that takes {cycles} CPU cycles, and the result is read "
                    "before they are over. Instructions that only pass the time belong between the two; the read's own "
                    "three cycles before the access count as well.",
                )


def _only_waits(line: str) -> bool:
    return re.fullmatch(r"NOP( #\d+)?|PHA : PLA", code(line)) is not None
