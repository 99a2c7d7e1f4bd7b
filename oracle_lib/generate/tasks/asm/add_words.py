"""Adds two 16-bit words in WRAM and stores the sum."""

import random

from oracle_lib.generate.tasks import Problem
from oracle_lib.generate.tasks.asm._common import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AddWords", "SumWords", "AddPair")
    left, right, total = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(total, state.word(left) + state.word(right), size=2)

    body = f"""
        LDA.w ${left:04X}
        CLC
        ADC.w ${right:04X}
        STA.w ${total:04X}
    """
    bytewise = f"""
        LDA.w ${right:04X}
        CLC
        ADC.w ${left:04X}
        STA.w ${total:04X} ; low byte
        LDA.w ${right + 1:04X}
        ADC.w ${left + 1:04X}
        STA.w ${total + 1:04X} ; high byte
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the 16-bit words at ${left:04X} and ${right:04X} and stores the sum at ${total:04X}.",
            f"How do I add two words, ${left:04X} and ${right:04X}, into ${total:04X} on the 65816?",
            f"Needed: word[${total:04X}] = word[${left:04X}] + word[${right:04X}], overflow ignored.",
            f"I keep two 16-bit counters at ${left:04X} and ${right:04X}. Give me code that writes their sum to ${total:04X}.",
        ),
        references=(routine.code(body, m=16), routine.code(bytewise, m=8)),
        case=case,
        writes=[(total, 2)],
        parameters={"left": left, "right": right, "total": total},
    )
