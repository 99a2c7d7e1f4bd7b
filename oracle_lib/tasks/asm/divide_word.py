"""Divides a word by a byte with the console's division registers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DivideWord", "HardwareDivide", "Quotient")
    wanted = rng.choice(("quotient", "remainder"))
    dividend, divisor, result = low_ram(rng, 3)

    def case(state: State) -> None:
        top, bottom = state.word(dividend), state.byte(divisor, max(1, number(state.rng, 8)))
        state.expect(result, top // bottom if wanted == "quotient" else top % bottom, size=2)

    register = 0x4214 if wanted == "quotient" else 0x4216
    body = f"""
        REP #$20
        LDA.w {dividend}
        STA.w $4204
        SEP #$20
        LDA.w {divisor}
        STA.w $4206 ; starts the division
        NOP #8
        REP #$20
        LDA.w ${register:04X} ; {wanted}
        STA.w {result}
        SEP #$20
    """
    indexed = f"""
        LDX.w {dividend}
        STX.w $4204
        LDA.w {divisor}
        STA.w $4206
        PHA : PLA
        PHA : PLA
        LDX.w ${register:04X}
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that divides the unsigned word at {dividend} by the byte at {divisor} in "
            f"hardware and stores the {wanted} (word) at {result}.",
            f"How do I use $4204 to $4206 for the {wanted} of word {dividend} by byte {divisor}? It goes to "
            f"{result}, 16 bits; the divisor isn't 0.",
            f"word[{result}] = {wanted} of word[{dividend}] / byte[{divisor}], unsigned, division registers.",
            f"Split a number for me: the word at {dividend}, divided by the non-zero byte at {divisor}; I "
            f"want the {wanted} as a word at {result}.",
        ),
        references=(routine.code(indexed, m=8, x=16), routine.code(body, m=8)),
        case=case,
        writes=[(result, 2)],
        parameters={"wanted": wanted, "dividend": dividend, "divisor": divisor, "result": result},
    )
