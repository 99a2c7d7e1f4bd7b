"""Answers in the carry whether a coordinate is outside a strip."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "OutsideStrip", "InZone", "CheckStrip", keeps=("", "xy"))
    [place] = low_ram(rng, 1)
    left, width = rng.randrange(0x20, 0x800), rng.randrange(0x08, 0x100)

    def case(state: State) -> None:
        at = state.word(place, state.one_of(left, left - 1, left + width - 1, left + width, number(state.rng, 16)))
        state.expect_carry(not left <= at < left + width)

    body = f"""
        LDA.w {place}
        SEC
        SBC #${left:04X} ; from the left edge
        CMP #${width:04X}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that clears the carry if the unsigned word at {place} is in ${left:04X} to "
            f"${left + width - 1:04X} (inclusive), and sets it otherwise.",
            f"How do I test whether the coordinate word {place} lies in ${left:04X}..${left + width - 1:04X}? Carry "
            "clear inside, set outside.",
            f"Carry clear: ${left:04X} <= word[{place}] <= ${left + width - 1:04X} (unsigned); else carry set.",
            f"A trigger zone spans ${left:04X} to ${left + width - 1:04X}, edges included. For the unsigned word at "
            f"{place}, return carry clear in it and carry set outside.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        parameters={"place": place, "left": left, "width": width},
    )
