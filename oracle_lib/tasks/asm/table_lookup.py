"""Looks a byte up in a table that follows the routine."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "LookUpDamage", "LookUpSpeed", "LookUpPrice", "LookUpPalette", keeps=("", "x", "xy"))
    index, result = low_ram(rng, 2, 1)
    table = rng.randbytes(rng.choice((4, 6, 8)))

    def case(state: State) -> None:
        state.expect(result, table[state.byte(index, state.entry(len(table)))])

    listed = ",".join(f"${value:02X}" for value in table)
    data = f".table\n    db {listed}"
    narrow = f"""
        LDX.w {index}
        LDA.l .table,X
        STA.w {result}
    """
    wide = f"""
        LDA.w {index}
        AND.w #$00FF
        TAX
        SEP #$20
        LDA.l .table,X
        STA.w {result}
        REP #$20
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that uses the byte at {index} as an index into the table {listed} and stores "
            f"the entry at {result}.",
            f"How do I look a value up? Index in {index}, result to {result}, table {listed}.",
            f"Table lookup: {result} = ({listed})[{index}].",
            f"Each mode in {index} (0 to {len(table) - 1}) has its own value: {listed}. Put the one that "
            f"applies into {result}.",
        ),
        references=(
            routine.code(narrow, m=8, x=8, data=data, uses="x"),
            routine.code(wide, m=16, x=16, data=data, uses="x"),
        ),
        case=case,
        writes=[(result, 1)],
        parameters={"index": index, "result": result, "table": table.hex()},
    )
