"""Copies a short block between two places in low WRAM."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CopyBlock", "BackupBuffer", "CopyBuffer", keeps=("", "x", "xy"))
    length = 2 * rng.randrange(2, 40)
    source, target = low_ram(rng, 2, length)

    def case(state: State) -> None:
        state.expect(target, state.block(source, length))

    words = f"""
        LDX #${length - 2:02X}
    .loop
        LDA.w {source},X
        STA.w {target},X
        DEX
        DEX
        BPL .loop
    """
    block_move = f"""
        PHB
        LDX #{source}
        LDY #{target}
        LDA #${length - 1:04X}
        MVN $7E,$7E
        PLB
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that copies {length} bytes from {source} to {target}.",
            f"How would you copy the {length}-byte block at {source} over to {target}?",
            f"Copy {source} -> {target}, {length} bytes, no overlap.",
            f"I want a backup of my state: the {length} bytes at {source} go to {target}.",
        ),
        references=(routine.code(words, m=16, x=8, uses="x"), routine.code(block_move, m=16, x=16, uses="xy")),
        case=case,
        writes=[(target, length)],
        parameters={"source": source, "target": target, "length": length},
    )
