"""Exchanges the two halves of a byte."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SwapNibbles", "TurnByte", "ExchangeHalves")
    [value] = low_ram(rng, 1, 1)

    def case(state: State) -> None:
        before = state.byte(value)
        state.expect(value, before << 4 | before >> 4)

    body = f"""
        LDA.w {value}
        ASL
        ADC #$80
        ROL ; two bits at a time
        ASL
        ADC #$80
        ROL
        STA.w {value}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that exchanges the high and the low nibble of the byte at {value}.",
            f"How do I turn $AB into $BA for the byte at {value}?",
            f"byte[{value}] = rotate by 4 bits.",
            f"The digits in {value} are packed the wrong way round. Swap its two 4-bit halves in place.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(value, 1)],
        parameters={"value": value},
    )
