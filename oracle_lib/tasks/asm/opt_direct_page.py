"""Uses direct page addressing where D allows it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MixScratch", "CombineTemps", "FoldTemps")
    places = rng.sample(range(0, 0xE0, 2), 3)
    operation = rng.choice(("AND", "ORA", "EOR"))
    size = routine.m // 8

    def case(state: State) -> None:
        one, two = (state.word(place) if size == 2 else state.byte(place) for place in places[:2])
        state.expect(places[2], {"AND": one & two, "ORA": one | two, "EOR": one ^ two}[operation], size=size)

    slow = routine.code(f"LDA.w ${places[0]:04X}\n{operation}.w ${places[1]:04X}\nSTA.w ${places[2]:04X}")
    fast = routine.code(f"LDA.b ${places[0]:02X}\n{operation}.b ${places[1]:02X}\nSTA.b ${places[2]:02X}")
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "D is $0000. Shorten this routine to {bound} bytes or less, same result.",
            "How do I save bytes here, with D = 0? The limit is {bound} bytes.",
            "Optimise for size (D = $0000), limit {bound} bytes.",
            "All three variables are in the first page and D is 0, so {bound} bytes should do. Rewrite it.",
        ),
        references=(fast,),
        case=case,
        writes=[(places[2], size)],
        parameters={"places": bytes(places).hex(), "operation": operation},
    )
    return optimise(problem, slow, by="bytes")
