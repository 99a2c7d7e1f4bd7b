"""Clears a stretch of WRAM beyond the first 8 KiB."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ClearRange", "WipeBuffer", "ZeroMemory")
    length = 2 * rng.randrange(4, 60)
    [start] = high_ram(rng, 1, length)

    def case(state: State) -> None:
        state.block(start, length)
        state.expect(start, bytes(length))

    body = f"""
        LDX #${length - 2:04X}
        LDA #$0000
    .loop
        STA.l {start},X
        DEX
        DEX
        BPL .loop
    """
    bytewise = f"""
        LDA #$00
        LDX #${length - 1:02X}
    .byte
        STA.l {start},X
        DEX
        CPX #$FF
        BNE .byte
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that clears the {length} bytes from {start}.",
            f"How do I zero {length} bytes of WRAM at {start}, where STZ can't reach?",
            f"Clear {start}, {length} bytes, to 0.",
            f"On a new game my extension's {length} bytes of WRAM at {start} have to start out as zero.",
        ),
        references=(routine.code(body, m=16, x=16), routine.code(bytewise, m=8, x=8)),
        case=case,
        writes=[(start, length)],
        parameters={"start": start, "length": length},
    )
