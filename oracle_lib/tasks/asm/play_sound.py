"""Queues a sound unless one is already waiting."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make, number

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PlaySound", "QueueSound", "RequestSound", keeps=("", "xy"))
    port = Address(rng.choice((0x012C, 0x012D, 0x012E, 0x012F)))
    sound = rng.randrange(1, 0x40)

    def case(state: State) -> None:
        waiting = state.byte(port, state.one_of(0, 0, state.rng.randrange(1, 256), number(state.rng, 8)))
        state.expect(port, waiting or sound)

    body = f"""
        LDA.w {port}
        BNE .done ; one is waiting
        LDA #${sound:02X}
        STA.w {port}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores sound ${sound:02X} at {port}, but only if the byte there is 0.",
            f"How do I play sound ${sound:02X} by way of {port} without cutting off one that is waiting (non-zero)?",
            f"If byte[{port}] == 0: byte[{port}] = ${sound:02X}.",
            f"My switch should make noise ${sound:02X}. The queue is the byte {port}; leave it alone unless it is "
            "empty, that is 0.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(port, 1)],
        parameters={"port": port, "sound": sound},
    )
