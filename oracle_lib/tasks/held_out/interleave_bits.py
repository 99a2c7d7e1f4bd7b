"""Interleaves the bits of two coordinates."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "InterleaveBits", "MortonCode", "QuadIndex")
    column, row, result = low_ram(rng, 3)

    def case(state: State) -> None:
        one = state.byte(column, state.one_of(0xFF, 0, 1, 0x80, number(state.rng, 8)))
        two = state.byte(row, state.one_of(0, 0xFF, 0x80, 1, number(state.rng, 8)))
        mixed = sum((one >> bit & 1) << 2 * bit | (two >> bit & 1) << 2 * bit + 1 for bit in range(8))
        state.expect(result, mixed, size=2)

    body = f"""
        LDA.w {column}
        STA.b $00
        LDA.w {row}
        STA.b $01
        LDX #$08
    .bit
        ASL.b $01
        ROL.w {result}
        ROL.w {result + 1}
        ASL.b $00
        ROL.w {result}
        ROL.w {result + 1}
        DEX
        BNE .bit
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that interleaves the bits of the bytes at {column} and {row} into the word at "
            f"{result}: bit n of {column} becomes bit 2n, bit n of {row} becomes bit 2n+1.",
            f"How do I make a Morton code? Bits of the byte {column} go to the even bits of the word at "
            f"{result}, those of {row} to the odd bits.",
            f"word[{result}]: bit 2n = bit n of byte[{column}], bit 2n+1 = bit n of byte[{row}], n = 0..7.",
            f"My quadtree wants x (byte at {column}) and y (byte at {row}) woven together: x0 lowest, then y0, "
            f"x1, y1 and so on up to y7, as a word at {result}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 2)],
        parameters={"column": column, "row": row, "result": result},
    )
