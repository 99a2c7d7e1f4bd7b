"""Drops loads of a value that is already in the accumulator."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SetAll", "StoreThree", "ArmTimers", m=(8,))
    places = low_ram(rng, rng.choice((3, 4, 5)), 1)
    value = rng.randrange(1, 256)

    def case(state: State) -> None:
        for place in places:
            state.expect(place, value)

    slow = routine.code("\n".join(f"LDA #${value:02X}\nSTA.w {place}" for place in places))
    fast = routine.code(f"LDA #${value:02X}\n" + "\n".join(f"STA.w {place}" for place in places))
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "This stores one value in several places. Do it in at most {bound} bytes.",
            "Which loads are superfluous here? I want the routine in {bound} bytes or less.",
            f"Optimise for size, limit {{bound}} bytes: all stores get ${value:02X}.",
            "My bank is full to the brim. Same stores, no more than {bound} bytes, please.",
        ),
        references=(fast,),
        case=case,
        writes=[(place, 1) for place in places],
        parameters={"places": ", ".join(map(str, places)), "value": value},
    )
    return optimise(problem, slow, by="bytes")
