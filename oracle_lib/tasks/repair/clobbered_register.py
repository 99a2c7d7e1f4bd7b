"""An index register that the caller needs and the routine destroys."""

import random
from collections.abc import Iterator, Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.repair import Defect, code, repair

SUBJECT = "repair: registers"
COMPLAINTS = (
    "My caller's loop breaks after this call.",
    "The routine is right, but the caller goes on with a wrong index.",
    "Something the caller needs is gone when it returns.",
)
DONORS = (
    "copy_block",
    "count_matches",
    "fill_memory",
    "largest_byte",
    "reverse_bytes",
    "rotate_checksum",
    "save_checksum",
    "string_length",
    "sum_bytes",
    "table_lookup",
    "word_lookup",
    "xor_checksum",
)


def draw(rng: random.Random) -> Problem:
    return repair(__name__, SUBJECT, rng, COMPLAINTS, _inject, DONORS)


def _inject(lines: Sequence[str]) -> Iterator[Defect]:
    instructions = [code(line) for line in lines]
    for register in "XY":
        if f"PH{register}" in instructions:
            kept = [line for line in lines if code(line) not in (f"PH{register}", f"PL{register}")]
            yield Defect(
                tuple(kept),
                f"The caller wants {register} back unchanged, and the routine overwrites it. `PH{register}` at the "
                f"start and `PL{register}` before the return keep it.",
            )
