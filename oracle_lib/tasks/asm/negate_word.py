"""Negates a signed word in place."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "NegateWord", "FlipSign", "ReverseSpeed")
    [value] = low_ram(rng, 1)

    def case(state: State) -> None:
        state.expect(value, -state.word(value), size=2)

    body = f"""
        LDA.w {value}
        EOR #$FFFF
        INC
        STA.w {value}
    """
    subtract = f"""
        LDA #$0000
        SEC
        SBC.w {value}
        STA.w {value}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that negates the signed 16-bit word at {value} in place.",
            f"How do I flip the sign of the word at {value}?",
            f"word[{value}] = -word[{value}], two's complement.",
            f"My sprite bounces: the 16-bit speed at {value} has to become its opposite.",
        ),
        references=(routine.code(body, m=16), routine.code(subtract, m=16)),
        case=case,
        writes=[(value, 2)],
        parameters={"value": value},
    )
