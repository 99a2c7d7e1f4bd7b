"""Computes a CRC-8 of an array."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CrcByte", "BlockCrc", "CheckSave")
    length, polynomial = rng.randrange(2, 24), rng.choice((0x07, 0x1D, 0x31, 0x9B, 0xD5))
    array, result = low_ram(rng, 2, length)

    def case(state: State) -> None:
        remainder = 0
        for byte in state.block(
            array, state.one_of(bytes(length - 1) + b"\x01", b"\x80" + bytes(length - 1), state.rng.randbytes(length))
        ):
            remainder ^= byte
            for _ in range(8):
                remainder = remainder << 1 & 0xFF ^ polynomial * (remainder >> 7)
        state.expect(result, remainder)

    body = f"""
        LDX #$00
        TXA
    .byte
        EOR.w {array},X
        LDY #$08
    .bit
        ASL
        BCC .shifted
        EOR #${polynomial:02X}
    .shifted
        DEY
        BNE .bit
        INX
        CPX #${length:02X}
        BNE .byte
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that stores the CRC-8 (polynomial ${polynomial:02X}, start value 0, highest bit "
            f"first, no final change) of the {length} bytes at {array} in the byte at {result}.",
            f"How do I compute a CRC-8 with polynomial ${polynomial:02X} over {length} bytes from {array}? "
            f"Initial value 0, not reflected, no final XOR; result to {result}.",
            f"byte[{result}] = CRC-8(poly ${polynomial:02X}, init 0, MSB first, xorout 0) of byte[{array}] ... "
            f"byte[{array + length - 1}].",
            f"Guard my save: for each of the {length} bytes at {array}, XOR it into the sum (0 at first), then "
            f"eight times: shift the sum left and XOR ${polynomial:02X} if a 1 fell out. Store the sum at "
            f"{result}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"length": length, "polynomial": polynomial, "array": array, "result": result},
    )
