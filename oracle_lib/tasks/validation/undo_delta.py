"""Turns differences back into values."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UndoDelta", "DeltaDecode", "RunningSum")
    length = rng.randrange(3, 60)
    [data] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        total, values = 0, bytearray()
        for step in state.block(data, length):
            total = (total + step) % 256
            values.append(total)
        state.expect(data, bytes(values))

    body = f"""
        LDX #$00
        TXA
    .next
        CLC
        ADC.w {data},X
        STA.w {data},X
        INX
        CPX #${length:02X}
        BNE .next
    """
    pairs = f"""
        LDY #$0001
    .next
        LDA.w {data - 1},Y
        CLC
        ADC.w {data},Y
        STA.w {data},Y
        INY
        CPY #${length:04X}
        BCC .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that undoes delta coding in place: each of the {length} bytes at {data} "
            "becomes the sum of itself and all before it (mod 256).",
            f"How do I turn {length} byte differences at {data} back into values? Running sum, modulo 256, in place.",
            f"byte[{data} + i] = sum of byte[{data}..{data} + i] mod 256, i < {length}, ascending.",
            f"My HDMA wave is stored as {length} differences from {data}. Replace them with the running "
            "totals, 8 bits each.",
        ),
        references=(
            routine.code(body, m=8, x=8),
            routine.code(pairs, m=8, x=16),
        ),
        case=case,
        writes=[(data, length)],
        parameters={"length": length, "data": data},
    )
