"""Halves the brightness of a palette."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DimColors", "DarkenPalette", "HalfBright")
    count = rng.randrange(2, 17)
    [palette] = low_ram(rng, 1, 2 * count)

    def case(state: State) -> None:
        colors = [
            state.one_of(0x7FFF, 0x0421, 0x7C00, 0x03E0, 0x001F, state.rng.randrange(0x8000)) for _ in range(count)
        ]
        colors[0] = state.rng.randrange(0x8000)
        state.block(palette, b"".join(color.to_bytes(2, "little") for color in colors))
        halves = [sum((color >> shift & 31) // 2 << shift for shift in (0, 5, 10)) for color in colors]
        state.expect(palette, b"".join(half.to_bytes(2, "little") for half in halves))

    body = f"""
        LDX #${2 * count - 2:02X}
    .next
        LDA.w {palette},X
        LSR
        AND #$3DEF ; no bit into the next channel
        STA.w {palette},X
        DEX
        DEX
        BPL .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that halves red, green and blue (rounded down) of the {count} 15-bit colours at "
            f"{palette}, in place. Bit 15 of each word is 0.",
            f"How do I darken {count} palette words at {palette} to half brightness? Each 5-bit channel of "
            "%0bbbbbgggggrrrrr is divided by 2, rounding down.",
            f"For {count} BGR555 words from {palette}: each 5-bit channel >>= 1, channels apart; bit 15 is 0 and "
            "stays 0.",
            f"Night falls: the palette copy at {palette} has {count} colours of the SNES's kind (five bits a "
            "channel, top bit 0). Make every channel half as bright.",
        ),
        references=(routine.code(body, m=16, x=8),),
        case=case,
        writes=[(palette, 2 * count)],
        parameters={"count": count, "palette": palette},
    )
