"""A hook that leaves half an instruction behind it."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, mnemonic, repair, replaced

SUBJECT = "repair: hooks"
COMPLAINTS = (
    "The game crashes right after the hook returns.",
    "After my JSL the debugger shows an instruction that was never there.",
    "The hook itself runs; the code behind it is garbage.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("hook_extra",))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if mnemonic(line) == "NOP":
            yield Defect(
                replaced(lines, place),
                "`JSL` takes 4 bytes and the displaced instructions took 6. The 2 bytes that remain are run as code; "
                "fill them with `NOP`.",
            )
