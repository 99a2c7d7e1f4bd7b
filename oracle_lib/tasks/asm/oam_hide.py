"""Moves a run of sprites off the screen."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "HideSprites", "ClearOam", "ParkSprites")
    first = rng.randrange(0, 100)
    count = rng.randrange(2, 28)
    start = Address(0x0801 + 4 * first)

    def case(state: State) -> None:
        content = bytearray(state.block(start, 4 * count - 3))
        content[::4] = b"\xf0" * count
        state.expect(start, bytes(content))

    body = f"""
        LDX #${4 * count - 4:02X}
        LDA #$F0 ; below the screen
    .next
        STA.w {start},X
        DEX #4
        CPX #$FC ; past the first
        BNE .next
    """
    upwards = f"""
        LDX #$0000
        LDA #$F0
    .next
        STA.w {start},X
        INX #4
        CPX #${4 * count:04X}
        BCC .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that hides sprites {first} to {first + count - 1}: store $F0 in the y byte of "
            "each entry of the OAM buffer at $0800.",
            f"How do I park {count} sprites off screen, from number {first} on? The buffer at $0800 has 4 "
            "bytes a sprite; y is the second and becomes $F0.",
            f"OAM buffer $0800: y (offset 1 of 4) = $F0 for sprites {first}..{first + count - 1}.",
            f"Before drawing I clear my {count} sprites, the first being number {first}: their y bytes in "
            "the buffer at $0800 (x, y, tile, attr) become $F0.",
        ),
        references=(
            routine.code(upwards, m=8, x=16),
            routine.code(body, m=8, x=8),
        ),
        case=case,
        writes=[(start, 4 * count - 3)],
        parameters={"first": first, "count": count},
    )
