"""Takes the integer square root of a word."""

import random
from math import isqrt

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SquareRoot", "IntegerRoot", "RootOfWord")
    square, root = low_ram(rng, 2)

    def case(state: State) -> None:
        side = state.one_of(255, 1, 2, 100, 0, state.rng.randrange(256))
        value = state.word(
            square, state.one_of(0xFFFF, side**2, max(0, side**2 - 1), side**2 + 1, 0, side**2, number(state.rng, 16))
        )
        state.expect(root, isqrt(value), size=2)

    body = f"""
        LDA #$0001
        STA.b $00 ; the next odd number
        LDX #$0000
        LDA.w {square}
    .next
        CMP.b $00
        BCC .done
        SBC.b $00 ; the carry is set
        INC.b $00
        INC.b $00
        INX
        BRA .next
    .done
        STX.w {root}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Write a routine that stores the integer square root (rounded down) of the unsigned word at "
            f"{square} as a word at {root}.",
            f"How do I take a square root on the 65816? Unsigned word at {square}, floor of its root to the word "
            f"at {root}; the square itself stays.",
            f"word[{root}] = floor(sqrt(word[{square}])), unsigned.",
            f"A blast's radius is the largest n whose square does not exceed the word at {square}. Put n into "
            f"the word at {root}.",
        ),
        references=(routine.code(body, m=16, x=16),),
        case=case,
        writes=[(root, 2)],
        parameters={"square": square, "root": root},
    )
