"""Exchanges two words."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SwapWords", "Exchange", "SwapPair")
    left, right = low_ram(rng, 2)

    def case(state: State) -> None:
        state.expect(right, state.word(left), size=2)
        state.expect(left, state.word(right), size=2)

    by_stack = f"""
        LDA.w {left}
        PHA
        LDA.w {right}
        STA.w {left}
        PLA
        STA.w {right}
    """
    by_index = f"""
        LDX.w {left}
        LDY.w {right}
        STX.w {right}
        STY.w {left}
    """
    references = routine.code(by_index, x=16), routine.code(by_stack, m=16)
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that swaps the 16-bit words at {left} and {right}.",
            f"How do I exchange the words at {left} and {right}?",
            f"Swap word[{left}] and word[{right}].",
            f"Two slots trade places: the word at {left} goes to {right} and the one at {right} to {left}.",
        ),
        references=references,
        case=case,
        writes=[(left, 2), (right, 2)],
        parameters={"left": left, "right": right},
    )
