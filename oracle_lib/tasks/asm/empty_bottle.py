"""Finds the first of the four bottles that holds a given content."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, low_ram, make

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FindBottle", "EmptyBottle", "WhichBottle", x=(8,))
    content = rng.randrange(2, 9)
    [slot] = low_ram(rng, 1, 1)
    bottles = Address(0x7EF35C)

    def case(state: State) -> None:
        usual = bytes(state.rng.choice((content, 0, state.rng.randrange(9))) for _ in range(4))
        held = state.block(bottles, state.rarely(usual, bytes((content + 9,)) * 4))
        state.byte(bottles + 4, content)  # just behind the bottles, where it doesn't count
        state.expect(slot, held.index(content) if content in held else 0xFF)

    body = f"""
        LDX #$00
    .next
        LDA.l {bottles},X
        CMP #${content:02X}
        BEQ .found
        INX
        CPX #$04
        BNE .next
        LDX #$FF ; none
    .found
        STX.w {slot}
    """
    backwards = f"""
        LDY #$FF
        LDX #$03
    .next
        LDA.l {bottles},X
        CMP #${content:02X}
        BNE .other
        TXY
    .other
        DEX
        BPL .next
        STY.w {slot}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that finds the first of the four bottles ({bottles} on) that holds "
            f"${content:02X} and stores its number, 0 to 3, at {slot}; $FF if none does.",
            f"How do I find a bottle with content ${content:02X}? Four bytes from {bottles}; the index of "
            f"the first goes to {slot}, or $FF.",
            f"byte[{slot}] = first i in 0..3 with byte[{bottles} + i] == ${content:02X}, else $FF.",
            f"The witch needs a bottle with ${content:02X} in it. Search the four bytes at {bottles} in "
            f"order and put its slot (or $FF) into {slot}.",
        ),
        references=(routine.code(body, m=8), routine.code(backwards, m=8)),
        case=case,
        writes=[(slot, 1)],
        parameters={"content": content, "slot": slot},
    )
