"""Adds two packed decimal bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AddDecimal", "BcdAdd", "AddScore")
    score, points = low_ram(rng, 2, 1)

    def case(state: State) -> None:
        left, right = state.rng.randrange(100), state.one_of(0, 1, 99, state.rng.randrange(100))
        state.byte(score, int(str(left), 16))
        state.byte(points, int(str(right), 16))
        state.expect(score, int(str((left + right) % 100), 16))
        state.expect_flag("d", False)

    body = f"""
        SED ; decimal mode
        LDA.w {score}
        CLC
        ADC.w {points}
        STA.w {score}
        CLD
    """
    saved = f"""
        PHP
        SED
        LDA.w {points}
        CLC
        ADC.w {score}
        STA.w {score}
        PLP
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the packed BCD byte at {points} to the packed BCD byte at {score} "
            "(two digits, 99 + 1 gives 00) and leaves decimal mode off.",
            f"How do I add decimal digits directly? {score} += {points}, both two-digit BCD bytes, hundreds "
            "dropped, decimal mode off again.",
            f"BCD: byte[{score}] += byte[{points}], modulo 100, leave decimal mode off.",
            f"My score display keeps two decimal digits in the byte at {score}. Add the two-digit BCD "
            f"number at {points}, dropping any hundred, and leave decimal mode.",
        ),
        references=(routine.code(body, m=8), routine.code(saved, m=8)),
        case=case,
        writes=[(score, 1)],
        parameters={"score": score, "points": points},
    )
