"""Unpacks nibbles into bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UnpackNibbles", "SplitNibbles", "ExpandPixels")
    count = rng.randrange(2, 24)
    packed, target = low_ram(rng, 2, 2 * count)
    high_first = rng.random() < 0.5

    def case(state: State) -> None:
        pairs = [(byte >> 4, byte & 15) for byte in state.block(packed, count)]
        state.expect(target, bytes(part for pair in pairs for part in (pair if high_first else pair[::-1])))

    high, low = (target, target + 1) if high_first else (target + 1, target)
    body = f"""
        LDX #$00
        LDY #$00
    .next
        LDA.w {packed},X
        LSR #4
        STA.w {high},Y
        LDA.w {packed},X
        AND #$0F
        STA.w {low},Y
        INY #2
        INX
        CPX #${count:02X}
        BNE .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that splits each of the {count} bytes at {packed} into two nibbles, one a "
            f"byte, at {target}; {'high' if high_first else 'low'} nibble first.",
            f"How do I unpack {count} bytes of 4-bit values from {packed} into {2 * count} bytes at "
            f"{target}, {'high' if high_first else 'low'} nibble first?",
            f"{count} bytes {packed} -> {2 * count} nibbles {target}, "
            f"{'high, low' if high_first else 'low, high'} order.",
            f"Pixels come two to a byte at {packed} ({count} bytes). I need one a byte from {target}, the "
            f"{'high' if high_first else 'low'} half of each byte first.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(target, 2 * count)],
        parameters={"count": count, "packed": packed, "target": target, "high_first": high_first},
    )
