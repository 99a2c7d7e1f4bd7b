"""Looks a byte up in a table that follows the routine."""

import random

from oracle_lib.generate.tasks import Problem
from oracle_lib.generate.tasks.asm._common import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "LookUpDamage", "LookUpSpeed", "LookUpPrice", "LookUpPalette")
    index, result = low_ram(rng, 2, 1)
    table = rng.randbytes(rng.choice((4, 6, 8)))

    def case(state: State) -> None:
        state.expect(result, table[state.byte(index, state.rng.randrange(len(table)))])

    listed = ",".join(f"${value:02X}" for value in table)
    data = f".table\n    db {listed}"
    narrow = f"""
        LDX.w ${index:04X}
        LDA.l .table,X
        STA.w ${result:04X}
    """
    wide = f"""
        LDA.w ${index:04X}
        AND.w #$00FF
        TAX
        SEP #$20
        LDA.l .table,X
        STA.w ${result:04X}
        REP #$20
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that uses the byte at ${index:04X} as an index into the table {listed} and stores the entry at ${result:04X}.",
            f"How do I look a value up? Index in ${index:04X}, result to ${result:04X}, table {listed}.",
            f"Table lookup: ${result:04X} = ({listed})[${index:04X}].",
            f"Each mode in ${index:04X} (0 to {len(table) - 1}) has its own value: {listed}. Put the one that applies into ${result:04X}.",
        ),
        references=(routine.code(narrow, m=8, x=8, data=data), routine.code(wide, m=16, x=16, data=data)),
        case=case,
        writes=[(result, 1)],
        parameters={"index": index, "result": result, "table": table.hex()},
    )
