"""A routine that never switches to the register width it was written for."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, mnemonic, repair, replaced

SUBJECT = "repair: widths"
COMPLAINTS = (
    "Only half of the value arrives, or the game crashes.",
    "It works from one place in my code and goes wrong from another.",
    "The disassembly in my debugger looks different from my source.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    switches = [place for place, line in enumerate(lines) if mnemonic(line) in ("REP", "SEP")]
    for place in switches[:1]:
        yield Defect(
            replaced(lines, place),
            f"The code was written for other register widths than the caller's. Without `{code(lines[place])}` the "
            "CPU reads immediates and memory with the wrong size.",
        )
