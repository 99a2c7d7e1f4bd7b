"""An access to high WRAM that lost its bank byte."""

import random
import re
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: addressing"
COMPLAINTS = (
    "It reads or writes the wrong memory, although the offset looks right.",
    "The variable never changes the way it should.",
    "It behaves as if my variable were somewhere else.",
)
DONORS = (
    "add_capped",
    "change_flag",
    "clear_long_range",
    "collected_all",
    "empty_bottle",
    "heal_hearts",
    "mark_room",
    "pack_color",
    "save_checksum",
    "spend_rupees",
    "subtract_floor",
    "test_flag",
    "upgrade_item",
    "use_one",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, DONORS)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if long := re.fullmatch(r"(\w+)\.l \$(7[EF])([0-9A-F]{4})(.*)", code(line)):
            operation, bank, offset, index = long.groups()
            wrong = f"{operation}.w ${offset}{index}"
            yield Defect(
                replaced(lines, place, wrong),
                f"`{wrong}` uses the data bank, where ${offset} is ROM. The variable is in bank ${bank}, so the "
                f"instruction needs the long form `{code(line)}`.",
            )
