"""Counts one up in a 24-bit counter."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CountFrames", "Tick", "CountUp")
    [counter] = low_ram(rng, 1, 3)

    def case(state: State) -> None:
        state.expect(
            counter, state.long(counter, state.one_of(0xFF, 0xFFFF, 0xFFFFFF, number(state.rng, 24))) + 1, size=3
        )

    body = f"""
        INC.w {counter}
        BNE .done
        INC.w {counter + 1}
        BNE .done
        INC.w {counter + 2}
    .done
    """
    wide = f"""
        REP #$20
        INC.w {counter}
        SEP #$20
        BNE .done
        INC.w {counter + 2}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that increments the 24-bit counter at {counter} (little endian).",
            f"How do I add 1 to a three-byte counter at {counter}?",
            f"long[{counter}] += 1, 24-bit, wraps to 0.",
            f"I count every frame of a playthrough in three bytes at {counter}. Write the tick.",
        ),
        references=(routine.code(body, m=8), routine.code(wide, m=8)),
        case=case,
        writes=[(counter, 3)],
        parameters={"counter": counter},
    )
