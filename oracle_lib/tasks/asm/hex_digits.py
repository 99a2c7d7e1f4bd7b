"""Writes a byte as two hexadecimal digit tiles."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "HexDigits", "ShowHex", "DebugByte")
    value, tiles = low_ram(rng, 2)
    zero = rng.randrange(0xF0)

    def case(state: State) -> None:
        shown = state.byte(value)
        state.expect(tiles, bytes((zero + (shown >> 4), zero + (shown & 15))))

    body = f"""
        LDA.w {value}
        LSR #4
        CLC
        ADC #${zero:02X}
        STA.w {tiles} ; high digit
        LDA.w {value}
        AND #$0F
        CLC
        ADC #${zero:02X}
        STA.w {tiles + 1} ; low digit
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that writes the byte at {value} as two hex digit tiles to {tiles}, high digit "
            f"first; digit n is tile ${zero:02X} + n.",
            f"How do I print a byte ({value}) in hexadecimal? Tiles for 0 to F are consecutive from "
            f"${zero:02X}; output to {tiles} and {tiles + 1}.",
            f"byte[{tiles}] = ${zero:02X} + high nibble, byte[{tiles + 1}] = ${zero:02X} + low nibble of "
            f"byte[{value}].",
            f"Debug display: show the byte at {value} with two tiles at {tiles}. The sixteen digit tiles "
            f"start at ${zero:02X}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(tiles, 2)],
        parameters={"value": value, "tiles": tiles, "zero": zero},
    )
