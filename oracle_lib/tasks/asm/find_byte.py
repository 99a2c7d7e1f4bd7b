"""Searches an array for the byte in A."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FindByte", "SearchList", "IndexOf", m=(8,), x=(8,))
    length = rng.randrange(4, 32)
    [array] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        content = state.block(array, length)
        wanted = state.register("a", state.one_of(content[0], content[-1], *content[1:3], *state.rng.randbytes(3)))
        state.byte(array + length, wanted)  # just behind the list, where it doesn't count
        found = content.find(wanted)
        state.expect_carry(found >= 0)
        if found >= 0:
            state.expect_register("x", found)

    body = f"""
        LDX #$00
    .next
        CMP.w {array},X
        BEQ .done ; equal sets the carry
        INX
        CPX #${length:02X}
        BNE .next
        CLC
    .done
    """
    counted = f"""
        LDX #$FF
    .next
        INX
        CPX #${length:02X}
        BEQ .missing
        CMP.w {array},X
        BNE .next
        SEC
        BRA .done
    .missing
        CLC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that looks for the byte in A among the {length} bytes at {array}: carry set "
            "and its first index in X, or carry clear.",
            f"How do I search a {length}-byte list at {array} for the value in A? First index in X with "
            "carry set; carry clear if it isn't there.",
            f"X = index of first A in {array}..+{length - 1}, C = found.",
            f"My inventory is {length} bytes long from {array}. With an item number in A, return carry set "
            "and its first place in X if it is there, else carry clear.",
        ),
        references=(routine.code(body), routine.code(counted)),
        case=case,
        parameters={"array": array, "length": length},
    )
