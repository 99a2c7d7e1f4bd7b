"""A push without its pull, or a pull without its push."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair, replaced

SUBJECT = "repair: calls and stack"
COMPLAINTS = (
    "It returns into nowhere.",
    "The stack pointer is different after each call, and then the game dies.",
    "The work gets done, but the return goes wrong.",
)
DONORS = (
    "copy_block",
    "count_matches",
    "data_bank_switch",
    "far_copy",
    "fill_memory",
    "largest_byte",
    "mirror_bank",
    "own_bank_table",
    "own_direct_page",
    "reverse_bytes",
    "save_checksum",
    "scratch_pointer",
    "string_length",
    "sum_bytes",
    "table_lookup",
    "word_lookup",
    "xor_checksum",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, DONORS)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    for place, line in enumerate(lines):
        if code(line) in ("PHA", "PHX", "PHY", "PHB", "PHD", "PLX", "PLY", "PLB", "PLD"):
            what = (
                "pull of a value that was never pushed" if code(line)[1] == "H" else "push that is never pulled again"
            )
            yield Defect(
                replaced(lines, place),
                f"There is a {what}, so the return instruction takes the wrong bytes for its address. `{code(line)}` "
                "is missing; pushes and pulls must match on every path.",
            )
