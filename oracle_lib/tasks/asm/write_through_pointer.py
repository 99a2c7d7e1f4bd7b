"""Writes a block through a 24-bit pointer in the direct page."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FillThroughPointer", "FarFill", "PaintRow")
    pointer, length, value = rng.randrange(0, 14), rng.randrange(2, 64), rng.randrange(256)
    far = Address(0x7F5000)

    def case(state: State) -> None:
        target = far + state.rng.randrange(0x1000 - length)
        state.long(pointer, target)
        state.block(target, length)
        state.expect(target, bytes([value]) * length)

    body = f"""
        LDY #${length - 1:02X}
        LDA #${value:02X}
    .next
        STA.b [${pointer:02X}],Y
        DEY
        BPL .next
    """
    wide = f"""
        LDY #$0000
        LDA #${value:02X}
    .next
        STA.b [${pointer:02X}],Y
        INY
        CPY #${length:04X}
        BNE .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores ${value:02X} in {length} bytes from where the 24-bit pointer at "
            f"${pointer:02X} points (it points into {far} to $7F5FFF).",
            f"How do I fill {length} bytes with ${value:02X} through the long pointer at ${pointer:02X}? "
            f"Targets lie in {far} to $7F5FFF.",
            f"Fill {length} bytes at long[${pointer:02X}] with ${value:02X}; pointer targets within "
            f"{far}-$7F5FFF, D = 0.",
            f"The row to paint is {length} bytes long; ${pointer:02X} holds its 24-bit address somewhere in "
            f"{far} to $7F5FFF. Make every byte ${value:02X}.",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(wide, m=8, x=16)),
        case=case,
        writes=[(far, 0x1000)],
        parameters={"pointer": pointer, "length": length, "value": value},
    )
