"""Stores the absolute value of a signed word."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AbsWord", "Magnitude", "AbsoluteValue")
    value, result = low_ram(rng, 2)

    def case(state: State) -> None:
        before = state.word(value)
        state.expect(result, before if before < 0x8000 else -before, size=2)

    body = f"""
        LDA.w {value}
        BPL .store
        EOR #$FFFF
        INC
    .store
        STA.w {result}
    """
    subtract = f"""
        LDA.w {value}
        STA.w {result}
        BPL .done
        LDA #$0000
        SEC
        SBC.w {result}
        STA.w {result}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the absolute value of the signed word at {value} in the word at {result}.",
            f"What is the absolute value of the signed 16-bit number at {value}? Put it into {result}.",
            f"word[{result}] = abs(word[{value}]), signed 16-bit.",
            f"I have a signed 16-bit speed at {value} and need its magnitude at {result}.",
        ),
        references=(routine.code(body, m=16), routine.code(subtract, m=16)),
        case=case,
        writes=[(result, 2)],
        parameters={"value": value, "result": result},
    )
