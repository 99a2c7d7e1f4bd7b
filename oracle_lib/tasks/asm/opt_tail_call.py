"""Replaces a call before a return by a jump."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, listing, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UpdateBoth", "RunSteps", "DoPair", m=(8,), returns=("rts",))
    first, second = low_ram(rng, 2, 1)
    mask, value = rng.randrange(1, 255), rng.randrange(256)

    def case(state: State) -> None:
        state.expect(second, state.byte(first) & mask)
        state.expect(first, value)

    data = f".store\n    LDA #${value:02X}\n    STA.w {first}\n    RTS"
    lead = f"LDA.w {first}\nAND #${mask:02X}\nSTA.w {second}"
    slow = routine.code(f"{lead}\nJSR .store", data=data)
    fall = listing(f"{routine.name}:\n{lead}\nLDA #${value:02X}\nSTA.w {first}\nRTS")
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Shorten this routine to {bound} bytes or less; what it stores must stay the same.",
            "The last call bothers me. Can this fit into {bound} bytes?",
            "Optimise for size, limit {bound} bytes.",
            "Nobody else calls `.store`. Rework the routine so that it needs at most {bound} bytes.",
        ),
        references=(fall,),
        case=case,
        writes=[(first, 1), (second, 1)],
        parameters={"first": first, "second": second, "mask": mask, "value": value},
    )
    return optimise(problem, slow, by="bytes")
