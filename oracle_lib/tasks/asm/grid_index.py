"""Turns a column and a row into an index of a map."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, repeated

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "GridIndex", "TileOffset", "MapIndex")
    column, row, result = low_ram(rng, 3)
    shift = rng.choice((4, 5, 6))

    def case(state: State) -> None:
        across, down = state.byte(column, state.rng.randrange(1 << shift)), state.byte(row, state.rng.randrange(64))
        state.expect(result, across + (down << shift), size=2)

    body = f"""
        LDA.w {row}
        AND #$00FF
        {repeated("ASL", shift)} ; {1 << shift} columns
        SEP #$20
        ORA.w {column}
        REP #$20
        STA.w {result}
    """
    wide = f"""
        LDA.w {column}
        AND #$00FF
        STA.w {result}
        LDA.w {row}
        AND #$00FF
        {repeated("ASL", shift)}
        ADC.w {result}
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that computes {1 << shift} times the byte at {row} plus the byte at {column} "
            f"and stores the word at {result}.",
            f"How do I get the index of a tile in a map {1 << shift} columns wide? Column byte {column}, "
            f"row byte {row}, index word {result}.",
            f"word[{result}] = byte[{row}] * {1 << shift} + byte[{column}]; column < {1 << shift}, row < 64.",
            f"My map has {1 << shift} tiles a row. From the column at {column} and the row at {row} (bytes, "
            f"row below 64) make the word index at {result}.",
        ),
        references=(routine.code(wide, m=16), routine.code(body, m=16)),
        case=case,
        writes=[(result, 2)],
        parameters={"column": column, "row": row, "result": result, "shift": shift},
    )
