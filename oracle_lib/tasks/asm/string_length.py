"""Measures a text that ends with a terminator."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "TextLength", "StringLength", "MeasureText", keeps=("", "x", "xy"))
    end = rng.choice((0x00, 0xFF, 0x7F, rng.randrange(256)))
    text, length = low_ram(rng, 2, 64)

    def case(state: State) -> None:
        count = state.one_of(0, 1, 63, state.rng.randrange(64))
        content = bytes(state.rng.choice([byte for byte in range(256) if byte != end]) for _ in range(count))
        content = state.rarely(content, bytes([(end + 1) % 256, (end - 1) % 256]))
        state.block(text, content + bytes([end]))
        state.expect(length, len(content))

    body = f"""
        LDX #$00
        LDA #${end:02X}
    .next
        CMP.w {text},X
        BEQ .end
        INX
        BRA .next
    .end
        STX.w {length}
    """
    scan = f"""
        LDY #$FF
    .next
        INY
        LDA.w {text},Y
        CMP #${end:02X}
        BNE .next
        STY.w {length}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that counts the bytes of the text at {text} before its terminator ${end:02X} "
            f"and stores the count (a byte) at {length}.",
            f"How long is the ${end:02X}-terminated string at {text}? It has at most 63 characters; put the "
            f"length into the byte {length}.",
            f"byte[{length}] = length of text at {text}, terminator ${end:02X} not counted, below 64.",
            f"To centre a line I need its width: the text at {text} ends with ${end:02X}, at most 63 bytes "
            f"in. Store the number of bytes before it at {length}.",
        ),
        references=(routine.code(scan, m=8, x=8, uses="y"), routine.code(body, m=8, x=8, uses="x")),
        case=case,
        writes=[(length, 1)],
        parameters={"end": end, "text": text, "length": length},
    )
