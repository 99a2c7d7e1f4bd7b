"""Counts a timer down to zero and leaves it there."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RunTimer", "CountDown", "TickDown")
    [timer] = low_ram(rng, 1)
    size = routine.m // 8

    def case(state: State) -> None:
        edges = (0, 1, 2, 0xFF if size == 1 else 0x100)
        value = state.one_of(*edges, state.rng.randrange(1 << 8 * size))
        state.expect(timer, max((state.word if size == 2 else state.byte)(timer, value) - 1, 0), size=size)

    body = f"""
        LDA.w {timer}
        BEQ .done ; has run out
        DEC.w {timer}
    .done
    """
    bits = routine.m
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that decrements the {bits}-bit timer at {timer} unless it is already zero.",
            f"How do I let the {bits}-bit countdown at {timer} stop at 0?",
            f"{bits}-bit timer {timer}: minus 1, floor 0.",
            f"Each frame my timer at {timer} ({bits} bits) goes down by one; at zero it has to stay zero.",
        ),
        references=(routine.code(body),),
        case=case,
        writes=[(timer, size)],
        parameters={"timer": timer},
    )
