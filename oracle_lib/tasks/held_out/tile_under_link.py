"""Finds the index of the tile on which Link stands."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TileUnderLink", "StandingTile", "LinkTile")
    [result] = low_ram(rng, 1)

    def case(state: State) -> None:
        down, across = state.word(GAME["LinkY"]), state.word(GAME["LinkX"])
        state.expect(result, (down >> 3 & 63) * 64 + (across >> 3 & 63), size=2)

    body = f"""
        LDA.b $22 ; x
        LSR #3
        AND #$003F
        STA.w {result}
        LDA.b $20 ; y
        AND #$01F8
        ASL #3 ; 64 tiles a row
        ORA.w {result}
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores ((y >> 3) & 63) * 64 + ((x >> 3) & 63) at {result}; Link's y and x are "
            "the words $20 and $22.",
            "How do I find the tile under Link in a 64x64 map? y word $20, x word $22, 8 pixels a tile, both "
            f"modulo 64 tiles; index word to {result}.",
            f"word[{result}] = (word[$20] / 8 % 64) * 64 + word[$22] / 8 % 64.",
            "A custom floor effect needs Link's tile: row = bits 3-8 of $20, column = bits 3-8 of $22, 64 columns. "
            f"Put the index into the word {result}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"result": result},
    )
