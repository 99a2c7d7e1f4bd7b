"""Answers in the carry whether bit n of a bit array is set."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TestArrayBit", "WasOpened", "BitArrayGet")
    bits, number_at = low_ram(rng, 2, 32)

    def case(state: State) -> None:
        content = state.block(bits, 32)
        which = state.byte(number_at)
        state.expect_carry(bool(content[which >> 3] >> (which & 7) & 1))

    body = f"""
        LDA.w {number_at}
        AND #$07
        TAY ; place in the byte
        LDA.w {number_at}
        LSR #3
        TAX
        LDA.w {bits},X
    .shift
        LSR
        DEY
        BPL .shift
    """
    table = f"""
        LDA.w {number_at}
        LSR : LSR : LSR
        TAX
        LDA.w {number_at}
        AND #$07
        TAY
        LDA.w {bits},X
        INY
    .down
        ROR
        DEY
        BNE .down
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that returns bit n of the 256-bit array at {bits} in the carry; n is the byte "
            f"at {number_at}, bit 0 is the lowest of byte 0.",
            f"How do I test one of 256 chest bits? Array at {bits} (32 bytes, low bits first), chest number "
            f"at {number_at}, answer in the carry.",
            f"Carry = bit (byte[{number_at}] & 7) of byte[{bits} + byte[{number_at}] / 8].",
            f"I pack 256 flags into 32 bytes from {bits}. Given the number in {number_at}, return that flag "
            "as the carry (bit 0 of a byte comes first).",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(table, m=8, x=8)),
        case=case,
        parameters={"bits": bits, "number": number_at},
    )
