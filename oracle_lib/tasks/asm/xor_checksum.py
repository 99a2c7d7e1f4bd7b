"""Exclusive-ors an array, starting from a seed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "XorBytes", "ParityByte", "XorCheck", keeps=("", "x", "xy"))
    length, start = rng.randrange(3, 100), rng.randrange(256)
    data, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        value = start
        for byte in state.block(data, length):
            value ^= byte
        state.expect(result, value)

    body = f"""
        LDX #${length - 1:02X}
        LDA #${start:02X}
    .next
        EOR.w {data},X
        DEX
        BPL .next
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that exclusive-ors the {length} bytes at {data} together, starting from "
            f"${start:02X}, and stores the byte at {result}.",
            f"How do I get an XOR checksum of {length} bytes at {data} with start value ${start:02X} into {result}?",
            f"byte[{result}] = ${start:02X} ^ all {length} bytes from {data}.",
            f"To spot a damaged block I keep the XOR of its {length} bytes (from {data}) and ${start:02X} "
            f"at {result}. Write the code.",
        ),
        references=(routine.code(body, m=8, x=8, uses="x"),),
        case=case,
        writes=[(result, 1)],
        parameters={"length": length, "start": start, "data": data, "result": result},
    )
