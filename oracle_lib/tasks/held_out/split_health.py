"""Splits health into whole hearts and the rest."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SplitHealth", "HeartCount", "WholeHearts", keeps=("", "xy"))
    hearts, rest = low_ram(rng, 2, 1)

    def case(state: State) -> None:
        health = state.byte(GAME["Health"], state.one_of(0, 7, 8, 0xA0, state.rng.randrange(0xA1)))
        state.expect(hearts, health // 8)
        state.expect(rest, health % 8)

    body = f"""
        LDA.l {GAME["Health"]}
        PHA
        LSR #3
        STA.w {hearts}
        PLA
        AND #$07
        STA.w {rest}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores Health ({GAME['Health']}, 8 units a heart) as whole hearts at {hearts} "
            f"and left-over units at {rest} (bytes).",
            f"How many whole hearts is the health byte at {GAME['Health']}? Hearts (health / 8) to {hearts}, "
            f"remainder to {rest}.",
            f"byte[{hearts}] = health / 8, byte[{rest}] = health % 8, health = byte[{GAME['Health']}].",
            f"For my own life meter: divide the byte at {GAME['Health']} by 8; quotient to {hearts}, remainder to "
            f"{rest}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(hearts, 1), (rest, 1)],
        parameters={"hearts": hearts, "rest": rest},
    )
