"""Counts how often a byte occurs in an array."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CountMatches", "CountSlots", "HowOften", keeps=("", "x", "xy"))
    length, wanted = rng.randrange(4, 24), rng.randrange(256)
    array, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        choices = (wanted, 0, state.rng.randrange(256))
        content = state.block(array, bytes(state.rng.choice(choices) for _ in range(length)))
        state.byte(array + length, wanted)  # just behind the array, where it doesn't count
        state.expect(result, content.count(wanted))

    body = f"""
        LDX #${length - 1:02X}
        LDY #$00
    .next
        LDA.w {array},X
        CMP #${wanted:02X}
        BNE .other
        INY
    .other
        DEX
        BPL .next
        STY.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that counts how many of the {length} bytes at {array} equal ${wanted:02X} and "
            f"stores the count at {result}.",
            f"How many of the {length} slots from {array} hold ${wanted:02X}? Put the number into the byte {result}.",
            f"byte[{result}] = count of ${wanted:02X} in {length} bytes at {array}.",
            f"My sprite list has {length} type bytes from {array}. Count those of type ${wanted:02X} into {result}.",
        ),
        references=(routine.code(body, m=8, x=8, uses="xy"),),
        case=case,
        writes=[(result, 1)],
        parameters={"array": array, "length": length, "wanted": wanted, "result": result},
    )
