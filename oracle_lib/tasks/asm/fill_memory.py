"""Fills a stretch of low WRAM with one byte."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FillBuffer", "FillRam", "ResetBuffer", keeps=("", "x", "xy"))
    length, value = rng.randrange(3, 100), rng.randrange(1, 256)
    [start] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        state.block(start, length)
        state.expect(start, bytes([value]) * length)

    down = f"""
        LDA #${value:02X}
        LDX #${length - 1:02X}
    .loop
        STA.w {start},X
        DEX
        BPL .loop
    """
    up = f"""
        LDY #$0000
        LDA #${value:02X}
    .next
        STA.w {start},Y
        INY
        CPY #${length:04X}
        BCC .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that fills {length} bytes from {start} with ${value:02X}.",
            f"What is a compact loop that stores ${value:02X} in each of the {length} bytes starting at {start}?",
            f"Fill: {start}, {length} bytes, value ${value:02X}.",
            f"Before my menu opens, its buffer of {length} bytes at {start} has to be reset to ${value:02X}.",
        ),
        references=(routine.code(down, m=8, x=8, uses="x"), routine.code(up, m=8, x=16, uses="y")),
        case=case,
        writes=[(start, length)],
        parameters={"start": start, "length": length, "value": value},
    )
