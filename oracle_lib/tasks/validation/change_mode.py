"""Switches the game to a mode and restarts its submodes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, make

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ChangeMode", "EnterMode", "SwitchModule", keeps=("", "xy"))
    mode, submode = rng.randrange(1, 0x1C), rng.randrange(0, 0x20)

    def case(state: State) -> None:
        for place, value in ((0x10, mode), (0x11, submode), (0xB0, 0)):
            state.byte(place)
            state.expect(place, value)

    body = f"""
        LDA #${mode:02X}
        STA.b $10 ; mode
        LDA #${submode:02X}
        STA.b $11 ; submode
        STZ.b $B0
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the mode byte $10 to ${mode:02X}, the submode byte $11 to ${submode:02X} "
            "and clears the byte $B0.",
            f"How do I switch to mode ${mode:02X}, submode ${submode:02X}? Bytes $10 and $11, and $B0 has to become "
            "0; D is 0.",
            f"byte[$10] = ${mode:02X}, byte[$11] = ${submode:02X}, byte[$B0] = 0.",
            f"After my cutscene the game goes on in mode ${mode:02X} with submode ${submode:02X}: write them to $10 "
            "and $11 and reset the step counter at $B0.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(0x10, 2), (0xB0, 1)],
        parameters={"mode": mode, "submode": submode},
    )
