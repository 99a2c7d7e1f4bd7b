"""Packs red, green and blue into a 15-bit colour."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, high_ram, low_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PackColor", "MixColor", "MakeColor")
    red, green, blue = low_ram(rng, 3, 1)
    [color] = high_ram(rng, 1)

    def case(state: State) -> None:
        parts = [state.byte(place, state.rng.choice((0, 31, state.rng.randrange(32)))) for place in (red, green, blue)]
        state.expect(color, parts[0] | parts[1] << 5 | parts[2] << 10, size=2)

    body = f"""
        LDA.w {green}
        ASL #5
        ORA.w {red}
        STA.l {color}
        LDA.w {green}
        LSR #3
        STA.l {color + 1}
        LDA.w {blue}
        ASL #2
        ORA.l {color + 1}
        STA.l {color + 1}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that packs the 5-bit bytes at {red} (red), {green} (green) and {blue} (blue) "
            f"into a BGR word at {color}, red lowest.",
            f"How do I make a 15-bit SNES colour at {color}? Components 0 to 31: red {red}, green {green}, "
            f"blue {blue} (bytes).",
            f"word[{color}] = byte[{red}] | byte[{green}] << 5 | byte[{blue}] << 10; each below 32.",
            f"A palette editor keeps red, green and blue (0 to 31) in the bytes {red}, {green} and {blue}. "
            f"Store the colour word at {color}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(color, 2)],
        parameters={"red": red, "green": green, "blue": blue, "color": color},
    )
