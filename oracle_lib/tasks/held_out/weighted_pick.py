"""Picks an entry by a table of cumulative weights."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "WeightedPick", "ChooseDrop", "PickPrize")
    roll, result = low_ram(rng, 2, 1)
    bounds = sorted(rng.sample(range(8, 250), rng.choice((2, 3, 4))))

    def case(state: State) -> None:
        rolled = state.byte(roll, state.one_of(bounds[0], bounds[0] - 1, bounds[-1], 0, number(state.rng, 8)))
        state.expect(result, sum(rolled >= bound for bound in bounds))

    listed = ",".join(f"${bound:02X}" for bound in bounds)
    body = f"""
        LDX #$00
        LDA.w {roll}
    .next
        CMP.l .bounds,X
        BCC .found
        INX
        CPX #${len(bounds):02X}
        BNE .next
    .found
        STX.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores at {result} how many of the ascending bounds {listed} are at or below the "
            f"unsigned byte at {roll}.",
            f"How do I pick by weights? The random byte is at {roll}, the cumulative bounds are {listed}; the "
            f"number of bounds not above it goes to {result}.",
            f"byte[{result}] = count of bounds <= byte[{roll}], bounds {listed} (ascending, unsigned).",
            f"Drops: a roll below ${bounds[0]:02X} is prize 0, then each bound of {listed} that is reached adds 1. "
            f"Roll at {roll}, prize number to {result}.",
        ),
        references=(routine.code(body, m=8, x=8, data=f".bounds\n    db {listed}"),),
        case=case,
        writes=[(result, 1)],
        parameters={"roll": roll, "result": result, "bounds": listed},
    )
