"""Expands the bits of a byte into eight bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "UnpackBits", "ExpandRow", "BitsToBytes")
    source, target = low_ram(rng, 2, 8)
    value = rng.randrange(1, 256)

    def case(state: State) -> None:
        bits = state.byte(source)
        state.expect(target, bytes(value * (bits >> 7 - place & 1) for place in range(8)))
        state.expect(source, bits)

    body = f"""
        LDA.w {source}
        LDX #$00
    .bit
        STZ.w {target},X
        ASL
        BCC .clear
        PHA
        LDA #${value:02X}
        STA.w {target},X
        PLA
    .clear
        INX
        CPX #$08
        BNE .bit
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that turns the bits of the byte at {source}, bit 7 first, into eight bytes at "
            f"{target}: ${value:02X} for a 1, 0 for a 0; {source} stays.",
            f"How do I unpack a 1bpp row? Byte {source}, eight pixel bytes from {target}, leftmost pixel = bit 7, "
            f"set pixels become ${value:02X}, others 0. The source keeps its value.",
            f"byte[{target} + i] = bit (7 - i) of byte[{source}] ? ${value:02X} : 0, i = 0..7; {source} unchanged.",
            f"My mask byte at {source} describes eight cells. Write ${value:02X} or 0 for each, high bit first, to "
            f"{target} and on, and leave the mask as it is.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(target, 8)],
        parameters={"source": source, "target": target, "value": value},
    )
