"""An addition whose carry was never cleared."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: carry"
COMPLAINTS = (
    "The result is sometimes one too large.",
    "Now and then I get one more than I should, and I see no pattern.",
    "It works when I step through it, but in the game the sum is off by one at times.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if code(line) == "CLC":
            yield Defect(
                replaced(lines, place),
                "`ADC` adds the carry as well, and here the carry still holds whatever came before. `CLC` before the "
                "addition makes the result independent of it.",
            )
