"""Moves a point and turns it around at two walls."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "BounceAxis", "MoveBall", "ReflectStep")
    position, speed = low_ram(rng, 2, 1)
    low, high = rng.randrange(8, 80), rng.randrange(140, 240)

    def case(state: State) -> None:
        step = state.one_of(1, -1, 1, -1, 7, -7, 0, state.rng.randrange(-7, 8))
        start = state.one_of(high - 1, low + 1, high, low, high - 6, low + 6, low, state.rng.randrange(low, high + 1))
        state.byte(position, start)
        state.byte(speed, step % 256)
        inside = low <= start + step <= high
        state.expect(position, start + step if inside else start)
        state.expect(speed, step if inside else -step)

    body = f"""
        LDA.w {position}
        CLC
        ADC.w {speed}
        CMP #${low:02X}
        BCC .bounce
        CMP #${high + 1:02X}
        BCS .bounce
        STA.w {position}
        BRA .done
    .bounce
        LDA.w {speed}
        EOR #$FF
        INC
        STA.w {speed}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that adds the signed byte at {speed} (-7 to 7) to the unsigned byte at {position}. "
            f"If the sum is below ${low:02X} or above ${high:02X}, the position stays and the speed changes its "
            "sign instead.",
            f"How do I bounce a ball between ${low:02X} and ${high:02X}? Position (unsigned byte) at {position}, "
            f"speed (signed, -7 to 7) at {speed}. A step that would leave the range is not taken; it negates the "
            "speed.",
            f"p = byte[{position}] + signed byte[{speed}]; if ${low:02X} <= p <= ${high:02X}: byte[{position}] = "
            f"p, else byte[{speed}] = -byte[{speed}]. The speed is -7 to 7.",
            f"A spark patrols from ${low:02X} to ${high:02X}. Each call moves {position} by the signed {speed} "
            "(at most 7 either way), but where that would pass an end, it stays and turns around.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(position, 1), (speed, 1)],
        parameters={"position": position, "speed": speed, "low": low, "high": high},
    )
