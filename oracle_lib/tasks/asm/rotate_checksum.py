"""Mixes bytes into a checksum that also depends on their order."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RotateSum", "OrderedCheck", "MixBytes", keeps=("", "x", "xy"))
    length, start = rng.randrange(3, 60), rng.randrange(256)
    data, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        value = start
        for byte in state.block(data, length):
            value = (value << 1 | value >> 7) & 0xFF ^ byte
        state.expect(result, value)

    body = f"""
        LDX #$00
        LDA #${start:02X}
    .next
        ASL
        ADC #$00 ; bit 7 comes round
        EOR.w {data},X
        INX
        CPX #${length:02X}
        BNE .next
        STA.w {result}
    """
    compare = f"""
        LDX #$00
        LDA #${start:02X}
    .next
        CMP #$80
        ROL
        EOR.w {data},X
        INX
        CPX #${length:02X}
        BNE .next
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that starts with ${start:02X} and, for each of the {length} bytes from {data} "
            "on, rotates the value left by 1 (8 bits) and "
            f"exclusive-ors the byte; result to {result}.",
            f"How do I code this checksum: c = ${start:02X}; for {length} bytes from {data}: c = rol8(c) ^ "
            f"byte? Store c at {result}.",
            f"c = ${start:02X}; repeat {length}: c = rotate_left(c) ^ next byte of {data}; byte[{result}] = c.",
            "Swapped bytes slip through my XOR. Rotate the 8-bit sum left before each byte instead: start "
            f"${start:02X}, {length} bytes at {data}, sum to {result}.",
        ),
        references=(routine.code(compare, m=8, x=8, uses="x"), routine.code(body, m=8, x=8, uses="x")),
        case=case,
        writes=[(result, 1)],
        parameters={"length": length, "start": start, "data": data, "result": result},
    )
