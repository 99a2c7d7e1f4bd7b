"""Turns a bit number into a mask."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BitToMask", "MakeMask", "NthBit")
    which, result = low_ram(rng, 2)

    def case(state: State) -> None:
        state.expect(result, 1 << state.byte(which, state.one_of(0, 15, 7, 8, state.rng.randrange(16))), size=2)

    body = f"""
        LDY.w {which}
        LDA #$0001
        BRA .test
    .shift
        ASL
    .test
        DEY
        BPL .shift
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the word 1 << n at {result}, n being the byte at {which} (0 to 15).",
            f"How do I make a 16-bit mask at {result} from the bit number in the byte {which}, 0 to 15?",
            f"word[{result}] = 1 << byte[{which}], bit number below 16.",
            f"Door number in the byte at {which}, 0 to 15: I need the word with just that bit set at {result}.",
        ),
        references=(routine.code(body, m=16, x=8),),
        case=case,
        writes=[(result, 2)],
        parameters={"which": which, "result": result},
    )
