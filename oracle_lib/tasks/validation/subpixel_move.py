"""Moves a 16.8 fixed-point coordinate by a signed 8.8 velocity."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MoveSubpixel", "ApplyVelocity", "MoveAxis", m=(8,))
    position, velocity = low_ram(rng, 2, 3)

    def case(state: State) -> None:
        speed = state.word(velocity)
        state.expect(position, state.long(position) + speed - 0x10000 * (speed >= 0x8000), size=3)

    body = f"""
        LDY #$00
        REP #$20
        LDA.w {velocity}
        BPL .add
        DEY ; sign extension
    .add
        CLC
        ADC.w {position}
        STA.w {position}
        SEP #$20
        TYA
        ADC.w {position + 2}
        STA.w {position + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the signed 16-bit velocity at {velocity} to the 24-bit position at {position}.",
            f"How do I move a 16.8 fixed-point coordinate (three bytes at {position}) by the signed 8.8 "
            f"speed at {velocity}?",
            f"long[{position}] += sign-extended word[{velocity}], 24-bit.",
            f"Subpixel movement: position in three bytes at {position}, fraction first; signed word speed "
            f"at {velocity}. Apply it once.",
        ),
        references=(routine.code(body, x=8),),
        case=case,
        writes=[(position, 3)],
        parameters={"position": position, "velocity": velocity},
    )
