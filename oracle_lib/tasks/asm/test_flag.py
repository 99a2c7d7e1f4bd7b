"""Answers in the carry whether a progress bit is set."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CheckFlag", "TestFlag", "HasFlag", keeps=("", "xy"))
    flags, bit = Address(rng.randrange(0x7EF340, 0x7EF3F0)), rng.randrange(8)

    def case(state: State) -> None:
        state.expect_carry(bool(state.byte(flags) >> bit & 1))

    body = f"""
        LDA.l {flags}
        AND #${1 << bit:02X} ; bit {bit}
        CMP #$01 ; carry set unless zero
    """
    branching = f"""
        LDA.l {flags}
        AND #${1 << bit:02X}
        BNE .set
        CLC
        BRA .done
    .set
        SEC
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that returns with the carry set if bit {bit} of {flags} is set, and clear otherwise.",
            f"How do I test bit {bit} (mask ${1 << bit:02X}) of the save byte {flags} and answer in the carry?",
            f"Carry = bit {bit} of {flags}.",
            f"My NPC talks differently after an event. Bit {bit} at {flags} says so; return it in the carry flag.",
        ),
        references=(routine.code(body, m=8), routine.code(branching, m=8)),
        case=case,
        parameters={"flags": flags, "bit": bit},
    )
