"""Keeps a signed word within a limit on both sides of zero."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ClampSpeed", "LimitSigned", "CapVelocity")
    [word] = low_ram(rng, 1)
    limit = rng.randrange(2, 0x800)

    def case(state: State) -> None:
        edges = (limit, limit + 1, -limit, -limit - 1, 0x7FFF, -0x8000, 0, -1, limit - 1)
        value = state.one_of(*edges, state.rng.randrange(-2 * limit, 2 * limit + 1))
        state.word(word, value % 0x10000)
        state.expect(word, max(-limit, min(limit, value)), size=2)

    body = f"""
        LDA.w {word}
        BMI .negative
        CMP #${limit + 1:04X}
        BCC .done
        LDA #${limit:04X}
        BRA .store
    .negative
        CMP #${0x10000 - limit:04X}
        BCS .done
        LDA #${0x10000 - limit:04X} ; -${limit:X}
    .store
        STA.w {word}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that limits the signed word at {word} to the range -${limit:04X} to +${limit:04X}.",
            f"How do I cap a signed 16-bit velocity at {word}? It may not be above ${limit:04X} nor below "
            f"-${limit:04X}.",
            f"word[{word}] = max(-${limit:04X}, min(${limit:04X}, word[{word}])), signed.",
            f"Link slides too fast on ice. His speed is the signed word at {word}; anything faster than "
            f"${limit:04X} either way becomes just ${limit:04X} in that direction.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(word, 2)],
        parameters={"word": word, "limit": limit},
    )
