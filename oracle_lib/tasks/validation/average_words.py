"""Averages two unsigned words without losing the carry."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AverageWords", "Midpoint", "HalfWay")
    left, right, result = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(result, (state.word(left) + state.word(right)) // 2, size=2)

    body = f"""
        LDA.w {left}
        CLC
        ADC.w {right}
        ROR ; the carry is bit 16
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the average of the unsigned words at {left} and {right}, rounded "
            f"down, at {result}.",
            f"How do I average two unsigned words ({left}, {right}) into {result} when the sum may need 17 bits?",
            f"word[{result}] = (word[{left}] + word[{right}]) / 2, rounded down, no overflow.",
            f"The camera aims half way between the unsigned coordinates at {left} and {right}. Store that "
            f"word at {result}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"left": left, "right": right, "result": result},
    )
