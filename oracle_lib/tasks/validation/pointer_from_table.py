"""Fetches a 24-bit pointer from a table into the direct page."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "LoadPointer", "PointerFromTable", "SelectData")
    pointer = rng.randrange(0, 14)
    [index] = low_ram(rng, 1, 1)
    table = [
        rng.choice((0x08, 0x1C, 0x28, 0x30)) << 16 | rng.randrange(0x8000, 0xFFFF) for _ in range(rng.choice((2, 3, 4)))
    ]

    def case(state: State) -> None:
        state.expect(pointer, table[state.byte(index, state.entry(len(table)))], size=3)

    listed = ",".join(f"${entry:06X}" for entry in table)
    data = f".table\n    dl {listed}"
    body = f"""
        LDA.w {index}
        ASL
        ADC.w {index} ; three bytes an entry
        TAX
        LDA.l .table,X
        STA.b ${pointer:02X}
        LDA.l .table+1,X
        STA.b ${pointer + 1:02X}
        LDA.l .table+2,X
        STA.b ${pointer + 2:02X}
    """
    wide = f"""
        LDA.w {index}
        AND #$00FF
        STA.b ${pointer:02X}
        ASL
        ADC.b ${pointer:02X}
        TAX
        LDA.l .table,X
        STA.b ${pointer:02X}
        LDA.l .table+1,X
        STA.b ${pointer + 1:02X}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that picks entry number byte[{index}] from the long pointers {listed} and "
            f"puts it into ${pointer:02X} to ${pointer + 2:02X}.",
            f"How do I load a 24-bit pointer from a table? Index at {index} (one byte), table {listed}, "
            f"destination ${pointer:02X} in the direct page.",
            f"long[${pointer:02X}] = ({listed})[byte[{index}]], D = 0.",
            f"My text banks are at {listed}. The byte at {index} says which one; set up the three-byte "
            f"pointer at ${pointer:02X}.",
        ),
        references=(routine.code(body, m=8, x=8, data=data), routine.code(wide, m=16, x=16, data=data)),
        case=case,
        writes=[(pointer, 3)],
        parameters={"pointer": pointer, "index": index, "table": listed},
    )
