"""Reads through a pointer in the first page, whatever D was."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "FetchThroughZero", "ZeroPagePointer", "ReadViaPage", m=(8,), x=(8, 16))
    pointer = rng.randrange(0x00, 0x0D)
    [result] = low_ram(rng, 1, 1)

    def case(state: State) -> None:
        state.register("d", state.one_of(0x0000, 0x0100, 0x0700, 0x1F00))
        target = state.one_of(0x7E9800, 0x7F5000, 0x7F6000) + state.rng.randrange(0x500)
        state.long(pointer, target)
        state.expect(result, state.byte(target))

    body = f"""
        PHD
        PEA $0000
        PLD ; D = 0
        LDA.b [${pointer:02X}]
        STA.w {result}
        PLD
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that reads the byte to which the 24-bit pointer at $00{pointer:02X} points "
            f"and stores it at {result}; D may be anything on entry.",
            f"How do I use the long pointer in ${pointer:02X} of the first page when D is unknown? Byte to {result}.",
            f"D unknown. byte[{result}] = byte[long[$00{pointer:02X}]].",
            "An interrupt handler calls me with any D. Fetch the byte behind the three-byte pointer at "
            f"$00{pointer:02X} and put it into {result}.",
        ),
        references=(routine.code(body),),
        case=case,
        writes=[(result, 1)],
        parameters={"pointer": pointer, "result": result},
    )
