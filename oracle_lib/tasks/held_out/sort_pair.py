"""Puts two values into ascending order."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SortPair", "OrderPair", "PutInOrder")
    low, high = low_ram(rng, 2)

    def case(state: State) -> None:
        pair = state.word(low), state.word(high)
        state.expect(low, min(pair), size=2)
        state.expect(high, max(pair), size=2)

    body = f"""
        LDA.w {high}
        CMP.w {low}
        BCS .done
        LDX.w {low}
        STX.w {high}
        STA.w {low}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that puts the unsigned words at {low} and {high} in order: the smaller one ends up at "
            f"{low}.",
            f"How do I sort two words, {low} and {high}, so that {low} holds the smaller (unsigned)?",
            f"If word[{low}] > word[{high}]: swap them (unsigned).",
            f"A range has its ends at {low} and {high}, sometimes the wrong way round. Order the unsigned words, "
            f"low end at {low}.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(low, 2), (high, 2)],
        parameters={"low": low, "high": high},
    )
