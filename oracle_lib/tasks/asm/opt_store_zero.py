"""Shortens repeated stores of zero."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ClearState", "ResetVars", "InitTimers", m=(8,))
    places = low_ram(rng, rng.choice((2, 3, 4)))

    def case(state: State) -> None:
        for place in places:
            state.expect(place, 0)

    slow = routine.code("\n".join(f"LDA #$00\nSTA.w {place}" for place in places))
    fast = routine.code("\n".join(f"STZ.w {place}" for place in places))
    listed = ", ".join(str(place) for place in places)
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Shorten this routine to at most {bound} bytes without changing what it stores.",
            "Can this be done in {bound} bytes or less? It has to clear the same bytes.",
            f"Optimise for size, limit {{bound}} bytes: clear bytes {listed}.",
            "My bank is nearly full. Rewrite the routine below in no more than {bound} bytes; same effect on memory.",
        ),
        references=(fast,),
        case=case,
        writes=[(place, 1) for place in places],
        parameters={"places": listed},
    )
    return optimise(problem, slow, by="bytes")
