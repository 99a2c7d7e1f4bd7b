"""Splits a number below 100 into two decimal digit tiles."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TwoDigits", "DrawCounter", "SplitDigits")
    value, digits = low_ram(rng, 2)
    zero = rng.choice((0x00, 0x30, 0x90, 0xA0, rng.randrange(0xF0)))

    def case(state: State) -> None:
        shown = state.byte(value, state.one_of(0, 9, 10, 99, state.rng.randrange(100)))
        state.expect(digits, bytes((zero + shown // 10, zero + shown % 10)))

    body = f"""
        LDX #${zero:02X}
        LDA.w {value}
    .tens
        CMP #$0A
        BCC .ones
        SBC #$0A
        INX
        BRA .tens
    .ones
        STX.w {digits}
        ADC #${zero:02X} ; carry is clear
        STA.w {digits + 1}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that writes the number at {value} (0 to 99) as two digit tiles to {digits}, "
            f"tens first; tile ${zero:02X} is the digit 0.",
            f"How do I show a two-digit counter? Byte {value}, below 100; tens tile to {digits}, ones tile "
            f"to {digits + 1}, zero is tile ${zero:02X}.",
            f"byte[{digits}] = ${zero:02X} + n / 10, byte[{digits + 1}] = ${zero:02X} + n % 10, n = "
            f"byte[{value}] < 100.",
            f"For the HUD: turn the count at {value}, at most 99, into two tiles at {digits} (tens) and "
            f"{digits + 1} (ones). Digits start at tile ${zero:02X}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(digits, 2)],
        parameters={"value": value, "digits": digits, "zero": zero},
    )
