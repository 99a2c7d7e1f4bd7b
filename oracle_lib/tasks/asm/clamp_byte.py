"""Keeps a byte within bounds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ClampByte", "LimitValue", "KeepInRange")
    [value] = low_ram(rng, 1, 1)
    low = rng.randrange(1, 0x80)
    high = rng.randrange(low + 1, 0xFF)

    def case(state: State) -> None:
        before = state.byte(value, state.one_of(low - 1, low, high, high + 1, state.rng.randrange(256)))
        state.expect(value, min(max(before, low), high))

    body = f"""
        LDA.w {value}
        CMP #${low:02X}
        BCS .above
        LDA #${low:02X}
    .above
        CMP #${high + 1:02X}
        BCC .store
        LDA #${high:02X}
    .store
        STA.w {value}
    """
    early = f"""
        LDX #${low:02X}
        CPX.w {value}
        BCS .store ; low is not below the value
        LDX #${high:02X}
        CPX.w {value}
        BCS .done
    .store
        STX.w {value}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that clamps the unsigned byte at {value} to the range ${low:02X} to ${high:02X}.",
            f"How do I keep the byte at {value} between ${low:02X} and ${high:02X}, both included?",
            f"Clamp {value}: at least ${low:02X}, at most ${high:02X}, unsigned 8-bit.",
            f"The value at {value} sometimes leaves its bounds: below ${low:02X} it must become ${low:02X}, "
            f"above ${high:02X} it must become ${high:02X}.",
        ),
        references=(routine.code(body, m=8), routine.code(early, x=8)),
        case=case,
        writes=[(value, 1)],
        parameters={"value": value, "low": low, "high": high},
    )
