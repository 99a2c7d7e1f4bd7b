"""Speeds a fill up by storing words."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ClearBuffer", "WipeList", "EmptyQueue", m=(8,), x=(8,))
    length = 2 * rng.randrange(12, 48)
    [start] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        state.expect(start, bytes(length))

    slow = routine.code(f"LDX #$00\n.next\nLDA #$00\nSTA.w {start},X\nINX\nCPX #${length:02X}\nBNE .next")
    fast = routine.code(f"LDX #${length - 2:02X}\n.next\nSTZ.w {start},X\nDEX\nDEX\nBPL .next", m=16)
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            "Speed this routine up: at most {bound} master cycles in all, same effect.",
            f"How do I clear these {length} bytes within {{bound}} master cycles?",
            f"Optimise for speed, limit {{bound}} master cycles: clear {length} bytes at {start}.",
            "My frame runs out of time. Rewrite the loop to finish within {bound} master cycles.",
        ),
        references=(fast,),
        case=case,
        writes=[(start, length)],
        parameters={"start": start, "length": length},
    )
    return optimise(problem, slow, by="cycles")
