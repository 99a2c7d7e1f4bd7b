"""Copies an array in reverse order."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ReverseCopy", "MirrorRow", "FlipRow", keeps=("", "x", "xy"))
    length = rng.randrange(3, 32)
    source, target = low_ram(rng, 2, length)

    def case(state: State) -> None:
        state.expect(target, state.block(source, length)[::-1])

    body = f"""
        LDX #${length - 1:02X}
        LDY #$00
    .next
        LDA.w {source},X
        STA.w {target},Y
        INY
        DEX
        BPL .next
    """
    stacked = f"""
        LDX #$00
    .push
        LDA.w {source},X
        PHA
        INX
        CPX #${length:02X}
        BNE .push
        LDX #$00
    .pull
        PLA
        STA.w {target},X
        INX
        CPX #${length:02X}
        BNE .pull
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that copies the {length} bytes at {source} to {target} in reverse order.",
            f"How do I mirror a row of {length} bytes? It is at {source}; the flipped copy goes to {target}.",
            f"byte[{target} + i] = byte[{source} + {length - 1} - i] for i in 0..{length - 1}.",
            f"To flip a metatile row I need the {length} bytes from {source} backwards at {target}.",
        ),
        references=(routine.code(body, m=8, x=8, uses="xy"), routine.code(stacked, m=8, x=8, uses="x")),
        case=case,
        writes=[(target, length)],
        parameters={"source": source, "target": target, "length": length},
    )
