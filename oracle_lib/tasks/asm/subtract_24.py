"""Subtracts a 16-bit word from a 24-bit number."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SubtractLong", "Sub24", "SpendPoints")
    total, amount = low_ram(rng, 2, 3)

    def case(state: State) -> None:
        state.expect(total, state.long(total) - state.word(amount), size=3)

    body = f"""
        LDA.w {total}
        SEC
        SBC.w {amount}
        STA.w {total}
        BCS .done
        SEP #$20
        DEC.w {total + 2} ; borrow
        REP #$20
    .done
    """
    bytewise = f"""
        LDA.w {total}
        SEC
        SBC.w {amount}
        STA.w {total}
        LDA.w {total + 1}
        SBC.w {amount + 1}
        STA.w {total + 1}
        LDA.w {total + 2}
        SBC #$00
        STA.w {total + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that subtracts the 16-bit word at {amount} from the 24-bit number at {total}, in place.",
            f"How do I take a word ({amount}) from a three-byte score ({total})?",
            f"long[{total}] -= word[{amount}], 24-bit result, wrap around.",
            f"My score at {total} has 24 bits, the price at {amount} only 16. Subtract the price, borrow included.",
        ),
        references=(routine.code(body, m=16), routine.code(bytewise, m=8)),
        case=case,
        writes=[(total, 3)],
        parameters={"total": total, "amount": amount},
    )
