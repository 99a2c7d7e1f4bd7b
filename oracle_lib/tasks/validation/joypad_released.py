"""Finds the buttons that have just been let go."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReadReleased", "JustReleased", "LetGo")
    now, before, released = low_ram(rng, 3)

    def case(state: State) -> None:
        state.expect(released, state.word(before) & ~state.word(now), size=2)

    body = f"""
        LDA.w {now}
        EOR #$FFFF ; what is up
        AND.w {before} ; and was down
        STA.w {released}
    """
    tested = f"""
        LDA.w {before}
        STA.w {released}
        LDA.w {now}
        TRB.w {released}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores at {released} the buttons that are up in {now} but were down in {before} "
            "(all words).",
            f"How do I find out which buttons were let go? Pad word {now}, last frame's {before}, answer to the "
            f"word {released}.",
            f"word[{released}] = word[{before}] and not word[{now}].",
            f"A charge attack starts when its button is released. Give me the bits set in {before} and clear in "
            f"{now} as a word at {released}.",
        ),
        references=(routine.code(body, m=16), routine.code(tested, m=16)),
        case=case,
        writes=[(released, 2)],
        parameters={"now": now, "before": before, "released": released},
    )
