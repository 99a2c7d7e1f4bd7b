"""Builds an HDMA table of equal steps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BuildGradient", "HdmaSteps", "MakeTable")
    entries, lines, step = rng.randrange(3, 12), rng.randrange(2, 16), rng.randrange(1, 9)
    table, start = low_ram(rng, 2, 2 * entries + 1)

    def case(state: State) -> None:
        first = state.byte(start)
        rows = b"".join(bytes((lines, (first + step * place) % 256)) for place in range(entries))
        state.expect(table, rows + b"\0")

    body = f"""
        LDX #$00
        LDY.w {start}
    .next
        LDA #${lines:02X} ; lines
        STA.w {table},X
        INX
        TYA
        STA.w {table},X
        INX
        CLC
        ADC #${step:02X}
        TAY
        CPX #${2 * entries:02X}
        BNE .next
        STZ.w {table},X
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that builds an HDMA table at {table}: {entries} pairs of ${lines:02X} and a value "
            f"that starts as byte[{start}] and grows by {step} (mod 256), then a 0.",
            f"How do I fill {table} with {entries} entries (line count ${lines:02X}, value) and a closing 0? The "
            f"values are byte[{start}], plus {step} each time, modulo 256.",
            f"HDMA table {table}: {entries} x (${lines:02X}, v), v = byte[{start}] + {step} * i mod 256; end 0.",
            f"My sky gradient: {entries} bands of ${lines:02X} lines from {table}, two bytes each, the first value "
            f"at {start}, each next one {step} more (8 bits), and a 0 after them.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(table, 2 * entries + 1)],
        parameters={"entries": entries, "lines": lines, "step": step, "table": table, "start": start},
    )
