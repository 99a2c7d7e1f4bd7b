"""Adds points to a decimal score that stops at 9999."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ScoreAdd", "AddPoints", "RaiseScore")
    score, points = low_ram(rng, 2)

    def case(state: State) -> None:
        have = state.one_of(9999, 9990, 0, 4999, 95, state.rng.randrange(10000))
        gain = state.one_of(1, 10, 0, 5001, 5, state.rng.randrange(10000))
        state.word(score, int(str(have), 16))
        state.word(points, int(str(gain), 16))
        state.expect(score, int(str(min(have + gain, 9999)), 16), size=2)

    body = f"""
        SED
        CLC
        LDA.w {score}
        ADC.w {points}
        BCC .store
        LDA #$9999
    .store
        CLD
        STA.w {score}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the packed-BCD word at {points} to the four-digit packed-BCD score at "
            f"{score}; past 9999 the score stays at 9999. Leave decimal mode off.",
            f"How do I add BCD points ({points}, word) to a BCD score ({score}, word) and stop at 9999? The D "
            "flag must be clear afterwards.",
            f"BCD: word[{score}] = min(9999, word[{score}] + word[{points}]), decimal mode off on return.",
            f"Points are awarded: four decimal digits at {points} (packed, low byte first) go onto the score at "
            f"{score} of the same form. A full score shows 9999.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(score, 2)],
        parameters={"score": score, "points": points},
    )
