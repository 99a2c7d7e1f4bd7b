"""Copies a few bytes with 16-bit accesses instead of one by one."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CopyPosition", "SaveCoords", "CopyState", m=(8,))
    source, target = low_ram(rng, 2, 8)
    length = rng.choice((4, 6, 8))

    def case(state: State) -> None:
        state.expect(target, state.block(source, length))

    slow = routine.code("\n".join(f"LDA.w {source + place}\nSTA.w {target + place}" for place in range(length)))
    fast = routine.code(
        "\n".join(f"LDA.w {source + place}\nSTA.w {target + place}" for place in range(0, length, 2)), m=16
    )
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Rewrite this copy so that it takes at most {bound} bytes.",
            "How can these byte copies shrink to {bound} bytes in all?",
            f"Optimise for size, limit {{bound}} bytes: {length} bytes {source} -> {target}.",
            f"Copying {length} bytes one at a time is wasteful. Make the routine {{bound}} bytes long or shorter.",
        ),
        references=(fast,),
        case=case,
        writes=[(target, length)],
        parameters={"source": source, "target": target, "length": length},
    )
    return optimise(problem, slow, by="bytes")
