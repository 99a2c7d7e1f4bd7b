"""A branch on the opposite condition."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: branches and bounds"
COMPLAINTS = (
    "It does the opposite of what it should, or stops much too early.",
    "It acts when it must not and does nothing when it should.",
    "The condition seems to be the wrong way round somewhere.",
)
OPPOSITE = {"BCC": "BCS", "BCS": "BCC", "BEQ": "BNE", "BNE": "BEQ", "BPL": "BMI", "BMI": "BPL"}
MEANING = {
    "BCC": "less than (no carry)",
    "BCS": "greater or equal (carry)",
    "BEQ": "zero or equal",
    "BNE": "not zero or different",
    "BPL": "bit 7 or 15 clear",
    "BMI": "bit 7 or 15 set",
}


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if branch := re.fullmatch(r"(B[CENPM][CSQEL I]) (\.\w+)", code(line)):
            right, label = branch.groups()
            wrong = OPPOSITE[right]
            yield Defect(
                replaced(lines, place, f"{wrong} {label}"),
                f"`{wrong}` branches on the opposite condition. The jump to `{label}` belongs to the case "
                f"{MEANING[right]}, which is `{right}`.",
            )
