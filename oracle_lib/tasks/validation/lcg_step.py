"""Steps a small linear congruential generator."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "NextRandom", "LcgStep", "RollSeed")
    [seed] = low_ram(rng, 1)
    increment = rng.randrange(1, 0x10000, 2)

    def case(state: State) -> None:
        state.expect(seed, 5 * state.word(seed) + increment, size=2)

    body = f"""
        LDA.w {seed}
        ASL #2
        CLC
        ADC.w {seed} ; times 5
        CLC
        ADC #${increment:04X}
        STA.w {seed}
    """
    swapped = f"""
        LDA.w {seed}
        ASL
        ASL
        CLC
        ADC #${increment:04X}
        CLC
        ADC.w {seed}
        STA.w {seed}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that advances the random seed word at {seed} to 5 * seed + ${increment:04X} (16 bits).",
            f"How do I code the generator seed = 5 * seed + ${increment:04X} mod $10000? The seed is the "
            f"word at {seed}.",
            f"word[{seed}] = word[{seed}] * 5 + ${increment:04X}.",
            f"A linear congruential generator, please: 16-bit state at {seed}, multiplier 5, increment "
            f"${increment:04X}.",
        ),
        references=(routine.code(body, m=16), routine.code(swapped, m=16)),
        case=case,
        writes=[(seed, 2)],
        parameters={"seed": seed, "increment": increment},
    )
