"""Computes a checksum of two running sums."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "DoubleSum", "FletcherSum", "TwoSums")
    length = rng.randrange(3, 60)
    data, result = low_ram(rng, 2, length + 1)

    def case(state: State) -> None:
        first = second = 0
        for byte in state.block(data, length):
            first = (first + byte) % 256
            second = (second + first) % 256
        state.expect(result, bytes((first, second)))

    body = f"""
        STZ.w {result}
        STZ.w {result + 1}
        LDX #$00
    .next
        LDA.w {data},X
        CLC
        ADC.w {result}
        STA.w {result} ; sum of bytes
        CLC
        ADC.w {result + 1}
        STA.w {result + 1} ; sum of sums
        INX
        CPX #${length:02X}
        BNE .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that computes two 8-bit sums over the {length} bytes from {data}, in order: s += "
            f"byte, t += s (both start at 0, mod 256); s to {result}, t to {result + 1}.",
            f"How do I code a Fletcher-like checksum of {length} bytes at {data}? s = s + byte, t = t + s, mod 256, "
            f"from 0; store s at {result} and t at {result + 1}.",
            f"s = t = 0; for {length} bytes from {data}: s += b, t += s (8-bit); byte[{result}] = s, "
            f"byte[{result + 1}] = t.",
            f"My save needs a checksum that notices swapped bytes: the running sum of {length} bytes at {data} goes "
            f"to {result}, the sum of the running sums to {result + 1}, modulo 256.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 2)],
        parameters={"length": length, "data": data, "result": result},
    )
