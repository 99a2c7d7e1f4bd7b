"""Direct page accesses that trust a D register nobody has set."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, mnemonic, repair

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "It works when I test it alone and fails when the game calls it.",
    "From an interrupt it uses the wrong variables.",
    "The short addresses seem to point somewhere else at times.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("own_direct_page", "scratch_pointer"))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    yield Defect(
        tuple(line for line in lines if mnemonic(line) not in ("PHD", "PEA", "PLD")),
        "Direct page addresses are relative to D, and D may be anything here. Save it with `PHD`, load it with `PEA` "
        "and `PLD`, and restore it with `PLD` at the end.",
    )
