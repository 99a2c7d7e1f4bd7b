"""Stores the middle one of three words."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MedianOfThree", "MiddleWord", "PickMiddle")
    one, two, three, result = low_ram(rng, 4)

    def case(state: State) -> None:
        low, middle, high = sorted(number(state.rng, 16) for _ in range(3))
        values = state.one_of(
            (low, middle, high),
            (high, low, middle),
            (middle, high, low),
            (high, middle, low),
            (low, high, middle),
            (middle, low, high),
            (low, low, high),
            (high, low, high),
        )
        for place, value in zip((one, two, three), values, strict=True):
            state.word(place, value)
        state.expect(result, sorted(values)[1], size=2)

    body = f"""
        LDX.w {one}
        LDA.w {two}
        CPX.w {two}
        BCC .ordered
        LDX.w {two}
        LDA.w {one}
    .ordered ; X is the smaller, A the larger
        CMP.w {three}
        BCC .capped
        LDA.w {three}
    .capped
        STX.b $00
        CMP.b $00
        BCS .done
        TXA
    .done
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the median of the unsigned words at {one}, {two} and {three} at {result}.",
            f"Three unsigned words: {one}, {two}, {three}. How do I get the one in the middle into the word at "
            f"{result}?",
            f"word[{result}] = median(word[{one}], word[{two}], word[{three}]), unsigned.",
            f"Of three lap times (words at {one}, {two} and {three}) the best and the worst are dropped. Store "
            f"the one that is left at {result}.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"one": one, "two": two, "three": three, "result": result},
    )
