"""Finds the buttons that are down now and were not down a frame ago."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadPressed", "NewlyPressed", "ButtonEdges")
    now, before, pressed = low_ram(rng, 3)

    def case(state: State) -> None:
        down = state.word(now)
        state.expect(pressed, down & ~state.word(before), size=2)
        state.expect(before, down, size=2)

    body = f"""
        LDA.w {now}
        EOR.w {before} ; what changed
        AND.w {now} ; and is down now
        STA.w {pressed}
        LDA.w {now}
        STA.w {before}
    """
    inverted = f"""
        LDA.w {before}
        EOR.w #$FFFF ; what was up
        AND.w {now}
        STA.w {pressed}
        LDX.w {now}
        STX.w {before}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the newly pressed buttons at {pressed}: down in {now}, up in "
            f"{before} (all words). "
            f"Then copy {now} to {before}.",
            f"How do I detect button presses once? The pad word is at {now}, last frame's at {before}; "
            f"edges go to {pressed}, "
            f"and {before} becomes the current word.",
            f"Joypad edges: {pressed} = {now} and not {before}, then {before} = {now}, 16 bits each.",
            "My menu reacts every frame while a button is held. Give me the bits that went from 0 in "
            f"{before} to 1 in {now} as a word at "
            f"{pressed}, and remember {now} in {before}.",
        ),
        references=(routine.code(body, m=16), routine.code(inverted, m=16, x=16)),
        case=case,
        writes=[(before, 2), (pressed, 2)],
        parameters={"now": now, "before": before, "pressed": pressed},
    )
