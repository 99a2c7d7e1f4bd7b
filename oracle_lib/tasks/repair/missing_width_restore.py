"""A routine that returns with other register widths than it was called with."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, mnemonic, repair, replaced

SUBJECT = "repair: widths"
COMPLAINTS = (
    "The routine does its work, but the game crashes soon after it returns.",
    "Everything after the call goes haywire, although the stored values are right.",
    "The caller misbehaves as soon as I add this call.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    switches = [place for place, line in enumerate(lines) if mnemonic(line) in ("REP", "SEP")]
    for place in switches[1:][-1:]:
        yield Defect(
            replaced(lines, place),
            f"The routine changes the register widths and never changes them back. `{code(lines[place])}` before the "
            "return gives the caller the widths it expects.",
        )
