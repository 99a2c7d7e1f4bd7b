"""Turns a Gray code into a plain number."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "GrayDecode", "FromGray", "ReadDial")
    gray, result = low_ram(rng, 2)

    def case(state: State) -> None:
        value = state.one_of(0, 1, 0xFFFF, 0x8000, 0x5555, number(state.rng, 16))
        state.word(gray, value ^ value >> 1)
        state.expect(result, value, size=2)

    body = f"""
        LDA.w {gray}
        STA.b $00
    .next
        LSR
        TAX
        EOR.b $00
        STA.b $00
        TXA
        BNE .next
        LDA.b $00
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that converts the 16-bit Gray code at {gray} to the binary number it stands for, a "
            f"word at {result}.",
            f"How do I decode Gray code? The word at {gray} was made as n XOR (n shifted right by 1); I want n "
            f"as a word at {result}.",
            f"word[{result}] = n such that n ^ (n >> 1) == word[{gray}].",
            f"A dial gives its position as a Gray code in the word at {gray}: bit k of the number is the XOR of "
            f"bits k to 15 of the code. Store the number at {result}, keep the code.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"gray": gray, "result": result},
    )
