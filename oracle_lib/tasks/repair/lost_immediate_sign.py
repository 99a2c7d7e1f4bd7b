"""A constant that lost its `#` and became an address."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "The values look random.",
    "It compares or computes with something, but not with my constant.",
    "It works for a moment and then depends on unrelated memory.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if constant := re.fullmatch(r"(LDA|LDX|LDY|CMP|CPX|CPY|AND|ORA|EOR|ADC|SBC) #(\$[0-9A-F]+)", code(line)):
            operation, value = constant.groups()
            wrong = f"{operation} {value}"
            yield Defect(
                replaced(lines, place, wrong),
                f"`{wrong}` reads memory at {value}. The constant needs the sign `#`: `{code(line)}`.",
            )
