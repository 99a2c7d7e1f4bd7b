"""Looks a word up in a table that follows the routine."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "LookUpWord", "GetSpeed", "GetTarget", "ReadTable", keeps=("", "x", "xy"))
    index, result = low_ram(rng, 2)
    table = [number(rng, 16) for _ in range(rng.choice((3, 4, 5)))]

    def case(state: State) -> None:
        state.expect(result, table[state.byte(index, state.entry(len(table)))], size=2)

    listed = ",".join(f"${value:04X}" for value in table)
    data = f".table\n    dw {listed}"
    body = f"""
        LDA.w {index}
        AND #$00FF
        ASL
        TAX
        LDA.l .table,X
        STA.w {result}
    """
    halves = f"""
        LDA.w {index}
        ASL ; two bytes an entry
        TAX
        LDA.l .table,X
        STA.w {result}
        LDA.l .table+1,X
        STA.w {result + 1}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that takes the byte at {index} as an index into the words {listed} and stores "
            f"the chosen word at {result}.",
            f"How do I look up a 16-bit table? Index in the byte {index}, table {listed}, result to {result}.",
            f"word[{result}] = ({listed})[byte[{index}]].",
            f"Each of the {len(table)} states in the byte at {index} has a word: {listed}. I need the "
            f"current one at {result}.",
        ),
        references=(
            routine.code(body, m=16, x=16, data=data, uses="x"),
            routine.code(halves, m=8, x=8, data=data, uses="x"),
        ),
        case=case,
        writes=[(result, 2)],
        parameters={"index": index, "result": result, "table": listed},
    )
