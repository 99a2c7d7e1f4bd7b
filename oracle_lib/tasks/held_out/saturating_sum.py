"""Adds two words and stays at the largest word instead of wrapping."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SaturatingSum", "AddNoWrap", "CappedTotal")
    left, right, result = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(result, min(state.word(left) + state.word(right), 0xFFFF), size=2)

    body = f"""
        LDA.w {left}
        CLC
        ADC.w {right}
        BCC .store
        LDA #$FFFF
    .store
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the unsigned words at {left} and {right} into {result} and stores $FFFF if "
            "the sum doesn't fit.",
            f"How do I add words {left} and {right} without wrapping? {result} gets the sum, or $FFFF when it is "
            "larger.",
            f"word[{result}] = min(word[{left}] + word[{right}], $FFFF), unsigned.",
            f"Two damage totals, words at {left} and {right}, make one at {result}. It must saturate at $FFFF.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"left": left, "right": right, "result": result},
    )
