"""A loop bound or an offset that is off by one."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: branches and bounds"
COMPLAINTS = (
    "It touches one element too many or misses one.",
    "The edge of the range comes out wrong; everything else is fine.",
    "At the limit it is off by one.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if bound := re.fullmatch(r"(LDX|LDY|CPX|CPY|CMP) #\$([0-9A-F]+)", code(line)):
            operation, digits = bound.groups()
            for step in (-1, 1):
                wrong = int(digits, 16) + step
                if 0 <= wrong < 16 ** len(digits):
                    found = f"{operation} #${wrong:0{len(digits)}X}"
                    yield Defect(
                        replaced(lines, place, found),
                        f"The bound in `{found}` is one too {'small' if step < 0 else 'large'}: it has to be "
                        f"`{code(line)}`.",
                    )
