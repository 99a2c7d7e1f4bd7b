"""Counts up once every few frames."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, number

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "EveryFewFrames", "SlowTick", "AnimateStep")
    [frame] = low_ram(rng, 1, 1)
    period = rng.choice((2, 4, 8, 16, 32))

    def case(state: State) -> None:
        usual = state.one_of(0, period, period - 1, period + 1, number(state.rng, 8))
        now = state.byte(0x1A, state.rarely(usual, 0x80, 0x40, 0xC0))
        value = state.byte(frame)
        state.expect(frame, value + (now % period == 0))

    body = f"""
        LDA.b $1A ; frame counter
        AND #${period - 1:02X}
        BNE .done
        INC.w {frame}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that increments the byte at {frame} only when the frame counter ($1A) is a multiple "
            f"of {period}.",
            f"How do I advance the animation byte at {frame} every {period} frames? The frame counter is the byte "
            "$1A; D is 0.",
            f"If byte[$1A] % {period} == 0: byte[{frame}] += 1.",
            f"My animation is too fast. Step {frame} (one byte) just on frames whose number in $1A divides by "
            f"{period}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(frame, 1)],
        parameters={"frame": frame, "period": period},
    )
