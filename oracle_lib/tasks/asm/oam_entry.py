"""Writes one sprite into the OAM buffer."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import GAME, Address, Routine, State, low_ram, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DrawSprite", "PutSprite", "WriteOam")
    slot = rng.randrange(128)
    tile, attributes = rng.randrange(256), rng.randrange(256)
    across, down = low_ram(rng, 2, 1)
    entry = Address((GAME["OamBuffer"] & 0xFFFF) + 4 * slot)

    def case(state: State) -> None:
        state.expect(entry, bytes((state.byte(across), state.byte(down), tile, attributes)))

    body = f"""
        LDA.w {across}
        STA.w {entry} ; x
        LDA.w {down}
        STA.w {entry + 1} ; y
        LDA #${tile:02X}
        STA.w {entry + 2} ; tile
        LDA #${attributes:02X}
        STA.w {entry + 3} ; attributes
    """
    wide = f"""
        LDX.w {across}
        STX.w {entry}
        LDX.w {down}
        STX.w {entry + 1}
        LDX #${attributes << 8 | tile:04X}
        STX.w {entry + 2}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that fills OAM buffer entry {slot} (buffer at $0800): x from {across}, y from "
            f"{down}, tile ${tile:02X}, attributes ${attributes:02X}.",
            f"How do I draw sprite number {slot}? Four bytes an entry from $0800: x (byte at {across}), y "
            f"(byte at {down}), tile ${tile:02X}, attributes ${attributes:02X}.",
            f"OAM slot {slot} at $0800 + 4 * {slot}: x = byte[{across}], y = byte[{down}], tile "
            f"${tile:02X}, attr ${attributes:02X}.",
            f"My HUD marker uses sprite {slot} of the buffer at $0800. Position bytes are at {across} and "
            f"{down}; tile ${tile:02X}, attribute byte ${attributes:02X}.",
        ),
        references=(routine.code(body, m=8), routine.code(wide, x=16)),
        case=case,
        writes=[(entry, 4)],
        parameters={"slot": slot, "tile": tile, "attributes": attributes, "across": across, "down": down},
    )
