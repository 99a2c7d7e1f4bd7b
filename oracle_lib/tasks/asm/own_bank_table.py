"""Reads a table of its own bank through DB, whatever DB was."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadOwnTable", "BankedLookup", "LocalTable", returns=("rtl",))
    index, result = low_ram(rng, 2, 1)
    table = rng.randbytes(4)
    bank = rng.choice((0x08, 0x1C, 0x20, 0x2A, 0x30))

    def case(state: State) -> None:
        state.register("db", state.one_of(0x00, 0x05, 0x1B, 0x80))
        state.expect(result, table[state.byte(index, state.entry(4))])

    data = ".table\n    db " + ",".join(f"${value:02X}" for value in table)
    body = f"""
        PHB
        PHK
        PLB ; this bank
        LDX.w {index}
        LDA.w .table,X
        STA.w {result}
        PLB
    """
    long = f"""
        LDX.w {index}
        LDA.l .table,X
        STA.w {result}
    """
    listed = data.rpartition(" ")[2]
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores entry byte[{index}] of the table {listed} at {result}; it lies in "
            f"bank ${bank:02X} and DB is some other bank below $40 or $80.",
            f"How do I read a table in the routine's own bank (${bank:02X}) when DB isn't that bank? Index "
            f"{index}, table {listed}, result {result}.",
            f"byte[{result}] = ({listed})[byte[{index}]]; code and table in bank ${bank:02X}, DB elsewhere "
            "(a bank with low WRAM).",
            f"My routine moved to bank ${bank:02X} with its table {listed}, but callers have another DB "
            f"(low WRAM is visible there). Look up byte[{index}] into {result}.",
        ),
        references=(routine.code(body, m=8, x=8, data=data), routine.code(long, m=8, x=8, data=data)),
        case=case,
        writes=[(result, 1)],
        origin=bank << 16 | 0x8000,
        parameters={"index": index, "result": result, "table": table.hex(), "bank": bank},
    )
