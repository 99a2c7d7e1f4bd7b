"""Scales a random byte to a range with the multiplication registers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RandomBelow", "RollDice", "PickRandom")
    source, result = low_ram(rng, 2, 1)
    sides, base = rng.randrange(3, 100), rng.randrange(1, 100)

    def case(state: State) -> None:
        state.expect(result, (state.byte(source) * sides >> 8) + base)

    body = f"""
        LDA.w {source}
        STA.w $4202
        LDA #${sides:02X}
        STA.w $4203
        NOP #4
        LDA.w $4217 ; 0 to {sides - 1}
        CLC
        ADC #${base:02X}
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that maps the random byte at {source} to {base} + (byte * {sides} >> 8) and "
            f"stores it at {result}.",
            f"How do I turn a random byte ({source}) into a number from {base} to {base + sides - 1}? Use "
            f"byte * {sides} / 256 + {base}; result at {result}.",
            f"byte[{result}] = (byte[{source}] * {sides} >> 8) + {base}.",
            f"My drop table has {sides} entries, numbered from {base}. Scale the random byte at {source} "
            f"(times {sides}, high byte, plus {base}) into {result}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"source": source, "result": result, "sides": sides, "base": base},
    )
