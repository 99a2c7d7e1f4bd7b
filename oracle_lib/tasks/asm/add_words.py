"""Adds two 16-bit words in WRAM and stores the sum."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AddWords", "SumWords", "AddPair")
    left, right, total = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(total, state.word(left) + state.word(right), size=2)

    body = f"""
        LDA.w {left}
        CLC
        ADC.w {right}
        STA.w {total}
    """
    bytewise = f"""
        LDA.w {right}
        CLC
        ADC.w {left}
        STA.w {total} ; low byte
        LDA.w {right + 1}
        ADC.w {left + 1}
        STA.w {total + 1} ; high byte
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the 16-bit words at {left} and {right} and stores the sum at {total}.",
            f"How do I add two words, {left} and {right}, into {total} on the 65816?",
            f"Needed: word[{total}] = word[{left}] + word[{right}], overflow ignored.",
            f"I keep two 16-bit counters at {left} and {right}. Give me code that writes their sum to {total}.",
        ),
        references=(routine.code(body, m=16), routine.code(bytewise, m=8)),
        case=case,
        writes=[(total, 2)],
        parameters={"left": left, "right": right, "total": total},
    )
