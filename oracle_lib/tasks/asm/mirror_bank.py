"""Reads a byte of any bank by switching DB."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "PeekBank", "ReadAnyBank", "BankPeek")
    bank_at, result = low_ram(rng, 2, 1)
    within = rng.randrange(0x8000, 0x9000)
    contents = {bank: rng.randrange(256) for bank in rng.sample(range(1, 0x20), 3)}

    def case(state: State) -> None:
        bank = state.byte(bank_at, state.rng.choice(tuple(contents)))
        state.expect(result, contents[bank])

    body = f"""
        PHB
        LDA.w {bank_at}
        PHA
        PLB ; DB = that bank
        LDA.w ${within:04X}
        PLB
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that reads ${within:04X} in the bank whose number is at {bank_at} (a ROM "
            f"bank, $01 to $1F) and stores the byte at {result}.",
            f"How do I peek at ${within:04X} of a bank that I only know at run time? Bank number at "
            f"{bank_at}, byte to {result}.",
            f"byte[{result}] = byte[bank:${within:04X}], bank = byte[{bank_at}], $01-$1F.",
            f"Every bank of my hack ($01 to $1F) starts with an id at ${within:04X}. Fetch the one of the "
            f"bank in {bank_at} into {result}.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(result, 1)],
        host={bank << 16 | within: bytes([value]) for bank, value in contents.items()},
        parameters={"bank": bank_at, "result": result, "within": within},
    )
