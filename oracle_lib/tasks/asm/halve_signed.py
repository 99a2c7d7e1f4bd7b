"""Halves a signed word, keeping its sign."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "HalveSigned", "SlowDown", "HalveSpeed")
    [speed] = low_ram(rng, 1)
    times = rng.randrange(1, 4)

    def case(state: State) -> None:
        before = state.word(speed, state.rarely(number(state.rng, 16), 0x8000, 0x7FFF, 0xFFFF))
        state.expect(speed, (before - 0x10000 * (before >= 0x8000)) >> times, size=2)

    halving = "CMP #$8000 ; carry = sign\nROR\n" * times
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that divides the signed word at {speed} by {1 << times} in place, rounding "
            "towards minus infinity.",
            f"How do I shift the signed 16-bit value at {speed} right by {times} and keep its sign?",
            f"Arithmetic shift right: word[{speed}] >>= {times}, signed.",
            f"Friction: the signed 16-bit speed at {speed} becomes 1/{1 << times} of itself (arithmetic "
            "shift, in place).",
        ),
        references=(routine.code(f"LDA.w {speed}\n{halving}STA.w {speed}", m=16),),
        case=case,
        writes=[(speed, 2)],
        parameters={"speed": speed, "times": times},
    )
