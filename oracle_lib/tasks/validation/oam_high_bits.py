"""Sets the size and x bits of one sprite in the high table of the OAM buffer."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "SetSpriteSize", "SetHighBits", "OamHigh")
    slot, bits = rng.randrange(128), rng.randrange(4)
    place, shift = Address(0x0A00 + slot // 4), 2 * (slot % 4)

    def case(state: State) -> None:
        state.expect(place, state.byte(place) & ~(3 << shift) | bits << shift)

    body = f"""
        LDA.w {place}
        AND #${0xFF ^ 3 << shift:02X} ; sprite {slot}
        ORA #${bits << shift:02X}
        STA.w {place}
    """
    test_and = f"""
        LDA #${3 << shift:02X}
        TRB.w {place}
        LDA #${bits << shift:02X}
        TSB.w {place}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that sets the two high-table bits of sprite {slot} to %{bits:02b}; the high "
            "table of the OAM buffer starts at $0A00, low sprites first.",
            f"How do I give sprite {slot} the high bits %{bits:02b} (size, x bit 8)? High table at $0A00, "
            "four sprites a byte from the low bits up.",
            f"OAM high table $0A00: sprite {slot} = %{bits:02b}, its three neighbours in the byte unchanged.",
            f"Sprite {slot} needs size and x bits %{bits:02b}. The packed table at $0A00 has two bits a "
            "sprite, lowest first; keep the other sprites' bits.",
        ),
        references=(routine.code(body, m=8), routine.code(test_and, m=8)),
        case=case,
        writes=[(place, 1)],
        parameters={"slot": slot, "bits": bits},
    )
