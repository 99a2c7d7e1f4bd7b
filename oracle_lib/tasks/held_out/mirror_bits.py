"""Reverses the order of the bits of a byte."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MirrorBits", "FlipPixels", "ReverseBits", x=(8, 16))
    source, result = low_ram(rng, 2, 1)

    def case(state: State) -> None:
        before = state.byte(source)
        state.expect(result, int(f"{before:08b}"[::-1], 2))
        state.expect(source, before)

    body = f"""
        LDA.w {source}
        STA.w {result}
        LDX #$08
    .bit
        LSR.w {result}
        ROL
        DEX
        BNE .bit
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the byte at {source} with its bits in reverse order at {result}; {source} "
            "keeps its value.",
            f"How do I mirror a row of eight pixels? Byte at {source}, mirrored byte to {result}, the source "
            "unchanged.",
            f"byte[{result}] = bits 0..7 of byte[{source}] in the order 7..0.",
            f"To flip a 1bpp tile horizontally I reverse the bits of {source} and put the byte into {result}. The "
            "original must stay.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"source": source, "result": result},
    )
