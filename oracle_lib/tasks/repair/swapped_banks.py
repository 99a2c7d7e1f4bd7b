"""The two banks of a block move in the wrong order."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "The block move copies the wrong way between the banks.",
    "The destination gets garbage, and other memory is overwritten.",
    "MVN takes its data from the wrong bank.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("far_copy",))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if move := re.fullmatch(r"MVN (\$\w+),(\$\w+)", code(line)):
            target, source = move.groups()
            wrong = f"MVN {source},{target}"
            yield Defect(
                (*lines[:place], f"    {wrong}", *lines[place + 1 :]),
                "asar writes the operands of `MVN` in the order of the machine code: destination bank, then source "
                f"bank. It has to be `{code(line)}`.",
            )
