"""Steps a 16-bit xorshift generator."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make, repeated

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "XorshiftStep", "NextRandom", "StirSeed")
    [seed] = low_ram(rng, 1)
    one, two, three = rng.choice(((7, 9, 8), (7, 9, 13), (9, 7, 13), (6, 7, 13), (13, 9, 7)))

    def case(state: State) -> None:
        value = state.word(seed, state.one_of(1, 0x8000, 0xFFFF, 0x0100, state.rng.randrange(1, 0x10000)))
        value ^= value << one & 0xFFFF
        value ^= value >> two
        state.expect(seed, value ^ value << three & 0xFFFF, size=2)

    body = f"""
        LDA.w {seed}
        {repeated("ASL", one)}
        EOR.w {seed}
        STA.w {seed}
        {repeated("LSR", two)}
        EOR.w {seed}
        STA.w {seed}
        {repeated("ASL", three)}
        EOR.w {seed}
        STA.w {seed}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that steps the 16-bit xorshift generator at {seed}: x ^= x << {one}, then x ^= x "
            f">> {two}, then x ^= x << {three}, all in 16 bits.",
            f"How do I write xorshift ({one}, {two}, {three}) for a seed word at {seed}? Left, right, left, each "
            "XORed into the word.",
            f"x = word[{seed}]; x ^= x << {one}; x ^= x >> {two}; x ^= x << {three}; word[{seed}] = x, modulo 65536.",
            f"Better random numbers, please: the word at {seed} is XORed with itself shifted left by {one}, the "
            f"result with itself shifted right by {two}, that one with itself shifted left by {three}.",
        ),
        references=(routine.code(body, m=16),),
        case=case,
        writes=[(seed, 2)],
        parameters={"seed": seed, "one": one, "two": two, "three": three},
    )
