"""Turns a packed decimal byte into a binary one."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BcdToBinary", "FromDecimal", "UnpackDecimal")
    packed, result = low_ram(rng, 2, 1)

    def case(state: State) -> None:
        value = state.rarely(state.one_of(0, 9, 10, 99, state.rng.randrange(100)), 55, 77, 90)
        state.byte(packed, int(str(value), 16))
        state.expect(result, value)

    body = f"""
        LDA.w {packed}
        AND #$F0
        LSR ; tens * 8
        STA.w {result}
        LSR #2 ; tens * 2
        CLC
        ADC.w {result}
        STA.w {result}
        LDA.w {packed}
        AND #$0F
        ADC.w {result}
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that converts the packed BCD byte at {packed} (two decimal digits) to binary "
            f"and stores it at {result}.",
            f"How do I turn a two-digit BCD byte at {packed} into an ordinary number at {result}?",
            f"byte[{result}] = 10 * (byte[{packed}] >> 4) + (byte[{packed}] & 15).",
            f"The clock at {packed} is packed decimal, $59 for fifty-nine. I need the plain value at {result}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"packed": packed, "result": result},
    )
