"""Stores the smaller or the larger of two unsigned words."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    pick = rng.choice(("smaller", "larger"))
    routine = Routine.draw(rng, "PickWord", "ChooseWord", f"Take{pick.title()}")
    left, right, result = low_ram(rng, 3)

    def case(state: State) -> None:
        values = state.word(left), state.word(right)
        state.expect(result, min(values) if pick == "smaller" else max(values), size=2)

    keep = "BCC" if pick == "smaller" else "BCS"
    body = f"""
        LDA.w {left}
        CMP.w {right}
        {keep} .store
        LDA.w {right}
    .store
        STA.w {result}
    """
    stepwise = f"""
        LDX.w {right}
        CPX.w {left}
        {keep} .store
        LDX.w {left}
    .store
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the {pick} of the unsigned words at {left} and {right} in {result}.",
            f"Which of {left} and {right} is {pick}? Both are unsigned words; I want that one at {result}.",
            f"word[{result}] = {'min' if pick == 'smaller' else 'max'}(word[{left}], word[{right}]), unsigned.",
            f"Two 16-bit timers run at {left} and {right}. Copy the {pick} one (unsigned) to {result}.",
        ),
        references=(routine.code(body, m=16), routine.code(stepwise, x=16)),
        case=case,
        writes=[(result, 2)],
        parameters={"pick": pick, "left": left, "right": right, "result": result},
    )
