"""Adds one 24-bit number to another."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "AddLong", "Add24", "AdvancePointer")
    total, amount = low_ram(rng, 2, 3)

    def case(state: State) -> None:
        state.expect(total, state.long(total) + state.long(amount), size=3)

    body = f"""
        LDA.w {total}
        CLC
        ADC.w {amount}
        STA.w {total}
        LDA.w {total + 1}
        ADC.w {amount + 1}
        STA.w {total + 1}
        LDA.w {total + 2}
        ADC.w {amount + 2}
        STA.w {total + 2}
    """
    words_first = f"""
        REP #$20
        LDA.w {amount}
        CLC
        ADC.w {total}
        STA.w {total}
        SEP #$20
        LDA.w {amount + 2}
        ADC.w {total + 2}
        STA.w {total + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the 24-bit number at {amount} to the 24-bit number at {total} "
            f"(little endian, result at {total}).",
            f"How do I add three-byte numbers? {total} += {amount}, both 24 bits.",
            f"long[{total}] += long[{amount}], 24-bit, wrap around.",
            f"A 24-bit pointer at {total} has to move on by the 24-bit amount at {amount}.",
        ),
        references=(routine.code(body, m=8), routine.code(words_first, m=8)),
        case=case,
        writes=[(total, 3)],
        parameters={"total": total, "amount": amount},
    )
