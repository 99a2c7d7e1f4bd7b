"""Rolls a row of equal stores into a loop."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FillRow", "PaintRow", "SetRow", m=(8,), x=(8,))
    length, value = rng.randrange(10, 28), rng.randrange(1, 256)
    [start] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        state.expect(start, bytes([value]) * length)

    slow = routine.code(f"LDA #${value:02X}\n" + "\n".join(f"STA.w {start + place}" for place in range(length)))
    fast = routine.code(f"LDX #${length - 1:02X}\nLDA #${value:02X}\n.next\nSTA.w {start},X\nDEX\nBPL .next")
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Make this routine at most {bound} bytes long without changing what it stores.",
            "How do I turn these stores into a loop of {bound} bytes or less in all?",
            f"Optimise for size, limit {{bound}} bytes: fill {length} bytes at {start} with ${value:02X}.",
            "This wastes my bank. Same stores, {bound} bytes at most, speed doesn't matter.",
        ),
        references=(fast,),
        case=case,
        writes=[(start, length)],
        parameters={"start": start, "length": length, "value": value},
    )
    return optimise(problem, slow, by="bytes")
