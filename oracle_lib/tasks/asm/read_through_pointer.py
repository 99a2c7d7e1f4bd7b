"""Reads a byte through a 24-bit pointer in the direct page."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadPointer", "FetchByte", "ReadFar")
    pointer, offset = rng.randrange(0, 14), rng.randrange(0, 200)
    [result] = low_ram(rng, 1, 1)

    def case(state: State) -> None:
        target = state.one_of(0x7E9800, 0x7F5000, 0x7F6000) + state.rng.randrange(0x500)
        state.long(pointer, target)
        state.expect(result, state.byte(target + offset))

    body = f"""
        LDY #${offset:02X}
        LDA.b [${pointer:02X}],Y
        STA.w {result}
    """
    by_carry = f"""
        LDY #${offset:04X}
        LDA.b [${pointer:02X}],Y
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that reads the byte {offset} bytes behind the 24-bit pointer at "
            f"${pointer:02X} and stores it at {result}.",
            f"How do I fetch byte {offset} of the data that the long pointer in ${pointer:02X} to "
            f"${pointer + 2:02X} points to? Result: {result}.",
            f"byte[{result}] = byte[long[${pointer:02X}] + {offset}], D = 0.",
            f"A direct page pointer at ${pointer:02X} (low, high, bank) leads to my record. Copy its byte "
            f"number {offset}, counted from 0, to {result}.",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(by_carry, m=8, x=16)),
        case=case,
        writes=[(result, 1)],
        parameters={"pointer": pointer, "offset": offset, "result": result},
    )
