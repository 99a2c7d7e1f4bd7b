"""Expands run-length pairs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ExpandRuns", "RleDecode", "UnpackRuns")
    packed, target = low_ram(rng, 2, 64)

    def case(state: State) -> None:
        runs = [
            (state.rng.choice((1, 2, state.rng.randrange(1, 12))), state.rng.randrange(256))
            for _ in range(state.rng.randrange(1, 6))
        ]
        state.block(packed, bytes(part for run in runs for part in run) + b"\0")
        state.expect(target, b"".join(bytes([value]) * count for count, value in runs))

    body = f"""
        LDX #$0000
        TXY
    .run
        LDA.w {packed},X
        BEQ .done
        XBA ; B counts
        LDA.w {packed + 1},X
        INX
        INX
    .put
        STA.w {target},Y
        INY
        XBA
        DEC
        BEQ .run
        XBA
        BRA .put
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that expands run-length pairs from {packed} to {target}: a count byte, then "
            "the byte to repeat; a count of 0 ends the data.",
            f"How do I decode RLE pairs (count, value) at {packed} into {target}? Count 0 is the end; the "
            "output has at most 64 bytes.",
            f"RLE: {packed} -> {target}; (count, value)*, 0 ends; output <= 64 bytes.",
            f"My maps are stored as count and value pairs at {packed}, closed by a zero count. Unpack them "
            f"to {target} (up to 64 bytes).",
        ),
        references=(routine.code(body, m=8, x=16),),
        case=case,
        writes=[(target, 64)],
        parameters={"packed": packed, "target": target},
    )
