"""Appends a decimal digit to a number."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AppendDigit", "EnterDigit", "TypeNumber")
    value, digit = low_ram(rng, 2)

    def case(state: State) -> None:
        before, entered = state.word(value, state.rng.randrange(6500)), state.word(digit, state.rng.randrange(10))
        state.expect(value, 10 * before + entered, size=2)

    body = f"""
        LDA.w {value}
        ASL
        STA.w {value} ; times 2
        ASL #2
        ADC.w {value} ; times 10
        ADC.w {digit}
        STA.w {value}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that makes the word at {value} ten times itself plus the word at {digit}; the result "
            "is below 65536.",
            f"How do I append a typed digit (word {digit}, 0 to 9) to the decimal number in the word {value}, which "
            "stays below 65536?",
            f"word[{value}] = 10 * word[{value}] + word[{digit}], no overflow to expect.",
            f"A player enters a code digit by digit. After each one (word at {digit}), {value} becomes 10 times the "
            "old word plus the digit.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(value, 2)],
        parameters={"value": value, "digit": digit},
    )
