"""Replaces a multiplication by repeated addition with shifts."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ScaleSlow", "TimesLoop", "RepeatAdd", m=(16,), x=(8,))
    value, result = low_ram(rng, 2)
    factor, shift = rng.choice(((8, 3), (16, 4), (32, 5), (64, 6)))

    def case(state: State) -> None:
        state.expect(result, state.word(value) * factor, size=2)

    loop = f"LDY #${factor:02X}\nLDA #$0000\n.next\nCLC\nADC.w {value}\nDEY\nBNE .next\nSTA.w {result}"
    slow = routine.code(loop)
    fast = routine.code(f"LDA.w {value}\nASL #{shift} ; times {factor}\nSTA.w {result}")
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "This takes too long. Get the same word in at most {bound} master cycles.",
            f"How do I multiply {value} by {factor} (16 bits) in {{bound}} master cycles or less?",
            f"Optimise for speed, limit {{bound}} master cycles: word[{result}] = word[{value}] * {factor}.",
            f"A profiler points here. The product of {value} and {factor} must be at {result} after at most "
            f"{{bound}} master cycles.",
        ),
        references=(fast,),
        case=case,
        writes=[(result, 2)],
        parameters={"value": value, "result": result, "factor": factor},
    )
    return optimise(problem, slow, by="cycles")
