"""An 8-bit immediate in 16-bit code, or the reverse."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: widths"
COMPLAINTS = (
    "The game crashes in the middle of this routine.",
    "My debugger shows other instructions than I wrote, from one point on.",
    "It runs into garbage although every line looks fine.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        found = re.fullmatch(
            r"(LDA|LDX|LDY|CMP|CPX|CPY|AND|ORA|EOR|ADC|SBC) #\$([0-9A-F]{2})([0-9A-F]{2})?", code(line)
        )
        if found:
            operation, high, low = found.groups()
            wrong = f"{operation} #${low}" if low else f"{operation} #$00{high}"
            needs, has = ("16", "one byte") if low else ("8", "two bytes")
            yield Defect(
                replaced(lines, place, wrong),
                f"The register is {needs} bits wide here, but `{wrong}` is assembled with an operand of {has}, so "
                f"the CPU gets out of step with the code. It has to be `{code(line)}`.",
            )
