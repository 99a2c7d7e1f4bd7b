"""Counts frames, seconds and minutes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PlayClock", "TickClock", "CountTime")
    [clock] = low_ram(rng, 1, 3)

    def case(state: State) -> None:
        frames = state.one_of(59, 59, 58, 0, state.rng.randrange(60))
        seconds = state.one_of(59, 58, 59, 0, state.rng.randrange(60))
        minutes = state.rng.randrange(200)
        state.block(clock, bytes((frames, seconds, minutes)))
        total = (minutes * 60 + seconds) * 60 + frames + 1
        state.expect(clock, bytes((total % 60, total // 60 % 60, total // 3600)))

    body = f"""
        INC.w {clock}
        LDA.w {clock}
        CMP #$3C
        BCC .done
        STZ.w {clock}
        INC.w {clock + 1} ; a second
        LDA.w {clock + 1}
        CMP #$3C
        BCC .done
        STZ.w {clock + 1}
        INC.w {clock + 2} ; a minute
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that advances a clock by one frame: frames at {clock} and seconds at {clock + 1} run "
            f"from 0 to 59, minutes are at {clock + 2} (bytes).",
            f"How do I keep play time? Bytes: frames {clock}, seconds {clock + 1}, minutes {clock + 2}; 60 frames "
            "make a second, 60 seconds a minute.",
            f"Clock tick: {clock} +1 mod 60, carry into {clock + 1} (mod 60), carry into {clock + 2}.",
            f"My speedrun timer has three binary bytes from {clock}: frames, seconds, minutes. Write the tick for "
            "one frame with both carries at 60.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(clock, 3)],
        parameters={"clock": clock},
    )
