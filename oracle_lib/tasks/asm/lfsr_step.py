"""Steps a Galois shift register."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "StepRandom", "LfsrStep", "NextRandom")
    [seed] = low_ram(rng, 1)
    taps = rng.choice((0xB400, 0xB002, 0xA801, 0xD008, 0x8016, 0x801C, 0xA011))

    def case(state: State) -> None:
        before = state.word(seed)
        state.expect(seed, before >> 1 ^ taps * (before & 1), size=2)

    body = f"""
        LSR.w {seed}
        BCC .done
        LDA.w {seed}
        EOR #${taps:04X}
        STA.w {seed}
    .done
    """
    in_a = f"""
        LDA.w {seed}
        LSR
        BCC .store
        EOR #${taps:04X} ; the taps
    .store
        STA.w {seed}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that steps the 16-bit LFSR at {seed}: shift right, and exclusive-or with "
            f"${taps:04X} if a 1 fell out.",
            f"How do I advance a Galois LFSR? State word {seed}, shifts right, taps ${taps:04X} applied "
            "when the bit shifted out is 1.",
            f"word[{seed}] = (s >> 1) ^ (s & 1 ? ${taps:04X} : 0).",
            "I want cheap random numbers: one step of a right-shifting Galois register in the word at "
            f"{seed}, mask ${taps:04X}.",
        ),
        references=(routine.code(in_a, m=16), routine.code(body, m=16)),
        case=case,
        writes=[(seed, 2)],
        parameters={"seed": seed, "taps": taps},
    )
