"""Adds an array of bytes into a word."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SumBytes", "Checksum", "AddUp", keeps=("", "x", "xy"))
    length = rng.randrange(3, 100)
    data, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        state.expect(result, sum(state.block(data, length)), size=2)

    body = f"""
        LDX #${length - 1:02X}
        LDA #$00
        STZ.w {result + 1}
    .next
        CLC
        ADC.w {data},X
        BCC .same
        INC.w {result + 1} ; high byte
    .same
        DEX
        BPL .next
        STA.w {result}
    """
    wide = f"""
        LDX #$0000
        STZ.w {result}
    .next
        LDA.w {data},X
        AND #$00FF
        CLC
        ADC.w {result}
        STA.w {result}
        INX
        CPX #${length:04X}
        BNE .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds up the {length} unsigned bytes at {data} and stores the 16-bit sum "
            f"at {result}.",
            f"What is a short way to get the 16-bit sum of {length} bytes at {data} into {result}?",
            f"word[{result}] = sum of {length} bytes at {data}.",
            f"My file needs a checksum: the sum of its {length} bytes from {data}, as a word at {result}.",
        ),
        references=(routine.code(body, m=8, x=8, uses="x"), routine.code(wide, m=16, x=16, uses="x")),
        case=case,
        writes=[(result, 2)],
        parameters={"length": length, "data": data, "result": result},
    )
