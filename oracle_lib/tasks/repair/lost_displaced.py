"""A hook that forgets the instruction it displaced."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: hooks"
COMPLAINTS = (
    "The hook runs, but what was there before no longer happens.",
    "Since I put the hook in, the original routine lost part of its work.",
    "My new code works; the old code doesn't.",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, ("hook_value", "hook_extra"))


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if "displaced" in line:
            yield Defect(
                replaced(lines, place),
                f"`JSL` overwrote `{code(line)}`, and the hook doesn't run it. The displaced instruction has to move "
                "into the hook.",
            )
