"""Turns a LoROM address into an offset in the file."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RomOffset", "AddressToOffset", "FileOffset")
    place, result = low_ram(rng, 2, 3)

    def case(state: State) -> None:
        bank, within = state.rng.randrange(0x80), state.rng.randrange(0x8000)
        state.long(place, bank << 16 | 0x8000 | within)
        state.expect(result, bank << 15 | within, size=3)

    body = f"""
        LDA.w {place + 1}
        ASL ; drop bit 15
        STA.w {result + 1}
        LDA.w {place + 2}
        LSR
        STA.w {result + 2}
        ROR.w {result + 1}
        LDA.w {place}
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that converts the LoROM address at {place} (24 bits, bank below $80, offset "
            f"$8000 or more) to a file offset at {result} (24 bits).",
            f"How do I get from a LoROM pointer ({place}, three bytes) to the offset in a headerless ROM "
            f"file ({result}, three bytes)?",
            f"long[{result}] = (bank & $7F) * $8000 + (address & $7FFF) of long[{place}].",
            f"A patcher needs file offsets: turn the LoROM address in three bytes at {place} (banks $00 to "
            f"$7F) into an offset at {result}, no header.",
        ),
        references=(routine.code(body, m=8),),
        case=case,
        writes=[(result, 3)],
        parameters={"place": place, "result": result},
    )
