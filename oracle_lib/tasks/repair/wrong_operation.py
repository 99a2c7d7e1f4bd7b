"""AND, ORA and EOR, or the two shifts, mixed up."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: arithmetic and logic"
COMPLAINTS = (
    "The bits come out wrong.",
    "The outcome is not even close.",
    "One operation in it can't be right.",
)
MIXED_UP = {
    "AND": "ORA",
    "ORA": "AND",
    "EOR": "ORA",
    "ASL": "LSR",
    "LSR": "ASL",
    "ADC": "SBC",
    "SBC": "ADC",
    "INC": "DEC",
    "DEC": "INC",
}
PURPOSE = {
    "AND": "keeps the bits of a mask",
    "ORA": "sets bits",
    "EOR": "flips bits",
    "ASL": "doubles",
    "LSR": "halves",
    "ADC": "adds",
    "SBC": "subtracts",
    "INC": "counts up",
    "DEC": "counts down",
}


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if found := re.match(rf"({'|'.join(MIXED_UP)})\b(.*)", code(line)):
            right, rest = found.groups()
            wrong = MIXED_UP[right] + rest
            yield Defect(
                replaced(lines, place, wrong),
                f"`{wrong}` {PURPOSE[MIXED_UP[right]]}. The routine needs `{code(line)}` here, which {PURPOSE[right]}.",
            )
