"""Moves the used entries of a list to its front."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, bus, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CompactList", "PackItems", "CloseGaps")
    count = rng.randrange(4, 14)
    [array] = low_ram(rng, 1, count)

    def case(state: State) -> None:
        chance = state.one_of(0.0, 1.0, 0.5, 0.5, state.rng.random())
        content = bytes(state.rng.randrange(1, 256) * (state.rng.random() < chance) for _ in range(count))
        state.block(array, state.one_of(content, content, content, b"\0" + b"\xff" * (count - 1), content))
        used = state.memory[bus(array)].replace(b"\0", b"")
        state.expect(array, used.ljust(count, b"\0"))

    body = f"""
        LDX #$00
        LDY #$00
    .next
        LDA.w {array},X
        BEQ .empty
        STA.w {array},Y
        INY
    .empty
        INX
        CPX #${count:02X}
        BNE .next
        LDA #$00
    .clear
        CPY #${count:02X}
        BEQ .done
        STA.w {array},Y
        INY
        BRA .clear
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that moves all bytes other than 0 among the {count} at {array} to the front, in "
            "the same order, and fills the rest with 0.",
            f"How do I close the gaps in an inventory? {count} bytes at {array}, 0 is an empty slot. Items keep "
            "their order and move to the front, empty slots follow.",
            f"Stable compaction of byte[{array}] ... byte[{array + count - 1}]: non-zero ones first in their "
            "order, then zeros.",
            f"The bag at {array} has {count} slots of one byte; empty ones are 0. Pack the items together at its "
            "beginning without changing their order, with zeros after them.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(array, count)],
        parameters={"count": count, "array": array},
    )
