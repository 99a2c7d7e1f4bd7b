"""Finds the highest set bit of a word."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "HighestBit", "TopBit", "FindRank")
    word, result = low_ram(rng, 2)

    def case(state: State) -> None:
        value = state.word(
            word, state.one_of(0, 1, 0x8000, 0xFFFF, 0x0100, 0x00FF, state.rng.randrange(1 << state.rng.randrange(17)))
        )
        state.expect(result, value.bit_length() - 1)

    body = f"""
        LDX #$0F
        LDA.w {word}
    .next
        ASL
        BCS .found
        DEX
        BPL .next ; past bit 0 it is $FF
    .found
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the number (0 to 15) of the highest set bit of the word at {word} in "
            f"the byte at {result}, or $FF if no bit is set.",
            f"Which is the topmost 1 in the word at {word}? I want its bit number as a byte at {result}; $FF for "
            "a word of 0.",
            f"byte[{result}] = index of the most significant set bit of word[{word}], $FF when it is 0.",
            f"My ranks are bits of the word at {word}, the best one highest. Store the best rank's bit number in "
            f"the byte {result}, $FF if there is none.",
        ),
        references=(routine.code(body, m=16, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"word": word, "result": result},
    )
