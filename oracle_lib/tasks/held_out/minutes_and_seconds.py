"""Divides once and uses quotient and remainder."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SplitTime", "QuotientAndRest", "DivideBoth", m=(8,))
    total, quotient, rest = low_ram(rng, 3)
    divisor = rng.choice((60, 10, 100, 24, rng.randrange(3, 256)))

    def case(state: State) -> None:
        value = state.word(total)
        state.expect(quotient, value // divisor, size=2)
        state.expect(rest, value % divisor, size=2)

    body = f"""
        LDX.w {total}
        STX.w $4204
        LDA #${divisor:02X}
        STA.w $4206
        NOP #8
        LDX.w $4214
        STX.w {quotient}
        LDX.w $4216
        STX.w {rest}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that divides the unsigned word at {total} by {divisor} in hardware: quotient to the "
            f"word {quotient}, remainder to the word {rest}.",
            f"How do I get both word[{total}] / {divisor} (to {quotient}) and word[{total}] % {divisor} (to {rest}) "
            "from one division?",
            f"word[{quotient}], word[{rest}] = divmod(word[{total}], {divisor}), $4204-$4206.",
            f"Split the unsigned total at {total} into groups of {divisor}: full groups as a word at {quotient}, "
            f"what is left as a word at {rest}.",
        ),
        references=(routine.code(body, x=16),),
        case=case,
        writes=[(quotient, 2), (rest, 2)],
        parameters={"total": total, "quotient": quotient, "rest": rest, "divisor": divisor},
    )
