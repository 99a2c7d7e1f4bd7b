"""Finds the buttons that are down now and were not down a frame ago."""

import random

from oracle_lib.generate.tasks import Problem
from oracle_lib.generate.tasks.asm._common import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadPressed", "NewlyPressed", "ButtonEdges")
    now, before, pressed = low_ram(rng, 3)

    def case(state: State) -> None:
        down = state.word(now)
        state.expect(pressed, down & ~state.word(before), size=2)
        state.expect(before, down, size=2)

    body = f"""
        LDA.w ${now:04X}
        EOR.w ${before:04X} ; what changed
        AND.w ${now:04X} ; and is down now
        STA.w ${pressed:04X}
        LDA.w ${now:04X}
        STA.w ${before:04X}
    """
    inverted = f"""
        LDA.w ${before:04X}
        EOR.w #$FFFF ; what was up
        AND.w ${now:04X}
        STA.w ${pressed:04X}
        LDX.w ${now:04X}
        STX.w ${before:04X}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the newly pressed buttons at ${pressed:04X}: down in ${now:04X}, up in ${before:04X} (all words). "
            f"Then copy ${now:04X} to ${before:04X}.",
            f"How do I detect button presses once? The pad word is at ${now:04X}, last frame's at ${before:04X}; edges go to ${pressed:04X}, "
            f"and ${before:04X} becomes the current word.",
            f"Joypad edges: ${pressed:04X} = ${now:04X} and not ${before:04X}, then ${before:04X} = ${now:04X}, 16 bits each.",
            f"My menu reacts every frame while a button is held. Give me the bits that went from 0 in ${before:04X} to 1 in ${now:04X} as a word at "
            f"${pressed:04X}, and remember ${now:04X} in ${before:04X}.",
        ),
        references=(routine.code(body, m=16), routine.code(inverted, m=16, x=16)),
        case=case,
        writes=[(before, 2), (pressed, 2)],
        parameters={"now": now, "before": before, "pressed": pressed},
    )
