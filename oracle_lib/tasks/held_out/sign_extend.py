"""Widens a signed byte to a signed word."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SignExtend", "WidenSpeed", "ByteToWord")
    speed, result = low_ram(rng, 2)

    def case(state: State) -> None:
        before = state.byte(speed, state.one_of(0, 0x7F, 0x80, 0xFF, number(state.rng, 8)))
        state.expect(result, before - 0x100 * (before >= 0x80), size=2)

    body = f"""
        LDA.w {speed}
        AND #$00FF
        EOR #$0080
        SEC
        SBC #$0080 ; $80 to $FF become negative
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sign-extends the signed byte at {speed} to a 16-bit word at {result}.",
            f"How do I widen the signed byte at {speed} to a word at {result}, so that $FF becomes $FFFF?",
            f"word[{result}] = signed byte[{speed}].",
            f"My speeds are signed bytes but positions are words. Convert the one at {speed}, result to {result}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(result, 2)],
        parameters={"speed": speed, "result": result},
    )
