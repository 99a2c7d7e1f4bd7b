"""Scales a byte by a fraction of 256 with the multiplication registers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ScaleDamage", "TakeFraction", "ScaleByte")
    value, result = low_ram(rng, 2, 1)
    factor = rng.randrange(16, 250)

    def case(state: State) -> None:
        state.expect(result, state.byte(value) * factor >> 8)

    body = f"""
        LDA.w {value}
        STA.w $4202
        LDA #${factor:02X} ; {factor}/256
        STA.w $4203
        NOP #4
        LDA.w $4217 ; high byte
        STA.w {result}
    """
    long_wait = f"""
        LDA #${factor:02X}
        STA.w $4202
        LDA.w {value}
        STA.w $4203
        PHA
        PLA
        LDA.w $4217
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores {factor}/256 of the unsigned byte at {value} (rounded down) at {result}.",
            f"How do I scale the byte at {value} by {factor}/256 into {result} with the hardware multiplier?",
            f"byte[{result}] = byte[{value}] * {factor} >> 8.",
            f"Armour lets {factor} of 256 parts of the damage through. Damage byte: {value}. Store what "
            f"gets through at {result}, rounded down.",
        ),
        references=(routine.code(body, m=8), routine.code(long_wait, m=8)),
        case=case,
        writes=[(result, 1)],
        parameters={"value": value, "result": result, "factor": factor},
    )
