"""Replaces additions of one by increments."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "StepCounters", "AdvanceAll", "TickTimers")
    counters = low_ram(rng, rng.choice((1, 2, 3)))
    up = rng.random() < 0.5
    size = routine.m // 8

    def case(state: State) -> None:
        for counter in counters:
            before = state.word(counter) if size == 2 else state.byte(counter)
            state.expect(counter, before + 1 if up else before - 1, size=size)

    one = "#$0001" if size == 2 else "#$01"
    step = f"CLC\nADC {one}" if up else f"SEC\nSBC {one}"
    slow = routine.code("\n".join(f"LDA.w {counter}\n{step}\nSTA.w {counter}" for counter in counters))
    fast = routine.code("\n".join(f"{'INC' if up else 'DEC'}.w {counter}" for counter in counters))
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Rewrite this routine in at most {bound} bytes; the counters must change as before.",
            "What is the short form of this? It may take {bound} bytes.",
            "Optimise for size, limit {bound} bytes, same result in memory.",
            f"I count {'up' if up else 'down'} the long way here. Get it down to {{bound}} bytes, please.",
        ),
        references=(fast,),
        case=case,
        writes=[(counter, size) for counter in counters],
        parameters={"counters": ", ".join(map(str, counters)), "up": up},
    )
    return optimise(problem, slow, by="bytes")
