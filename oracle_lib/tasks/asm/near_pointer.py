"""Follows a 16-bit pointer in the direct page."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadNear", "FollowPointer", "FetchNear")
    pointer, offset = rng.randrange(0x00, 0x0E), rng.randrange(0, 0x60)
    [result] = low_ram(rng, 1, 1)

    def case(state: State) -> None:
        target = state.word(pointer, 0x1000 + state.rng.randrange(0x800))
        state.expect(result, state.byte(target + offset))

    body = f"""
        LDY #${offset:02X}
        LDA.b (${pointer:02X}),Y
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that reads the byte {offset} bytes behind the 16-bit pointer at ${pointer:02X} (it "
            f"points into low WRAM) and stores it at {result}.",
            f"How do I fetch byte {offset} of what the word pointer in ${pointer:02X} points to? D is 0, the data "
            f"bank sees low WRAM; result: {result}.",
            f"byte[{result}] = byte[word[${pointer:02X}] + {offset}], data bank, D = 0.",
            f"Each sprite leaves a 16-bit pointer to its record at ${pointer:02X}. Copy the record's byte number "
            f"{offset}, counted from 0, to {result}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"pointer": pointer, "offset": offset, "result": result},
    )
