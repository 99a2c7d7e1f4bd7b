"""Answers in the carry whether two names are the same."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, bus, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "NamesEqual", "CompareNames", "SameText")
    length = rng.randrange(3, 13)
    first, second = low_ram(rng, 2, length)

    def case(state: State) -> None:
        state.byte(first + length, 0)  # what follows the names differs, where it doesn't count
        state.byte(second + length, 1)
        content = state.block(first, length)
        spot = state.rng.randrange(length)
        other = content[:spot] + bytes([content[spot] ^ 1]) + content[spot + 1 :]
        usual = state.one_of(content, other, content, state.rng.randbytes(length))
        last, first_one = bytes([content[-1] ^ 0x80]), bytes([content[0] ^ 0x80])
        state.block(second, state.rarely(usual, content[:-1] + last, first_one + content[1:]))
        state.expect_carry(state.memory[bus(second)] == content)

    body = f"""
        LDX #${length - 1:02X}
    .next
        LDA.w {first},X
        CMP.w {second},X
        BNE .different
        DEX
        BPL .next
        SEC
        BRA .done
    .different
        CLC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that compares the {length} bytes at {first} with those at {second}: carry set if all "
            "are equal, clear if any differs.",
            f"Are the {length}-byte names at {first} and {second} the same? Answer in the carry, set for equal.",
            f"Carry = {length} bytes at {first} == {length} bytes at {second}.",
            f"A secret file name unlocks a quest. The typed name is at {first}, the secret at {second}, {length} "
            "bytes each. Carry set on a match, else clear.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        parameters={"length": length, "first": first, "second": second},
    )
