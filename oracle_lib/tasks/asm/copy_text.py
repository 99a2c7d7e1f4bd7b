"""Copies a text up to and including its terminator."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CopyText", "CopyName", "CopyString")
    end = rng.choice((0x00, 0xFF, 0x7F, 0xFB, rng.randrange(256)))
    text, target = low_ram(rng, 2, 32)

    def case(state: State) -> None:
        count = state.one_of(0, 1, 31, state.rng.randrange(32))
        content = bytes(state.rng.choice([byte for byte in range(256) if byte != end]) for _ in range(count)) + bytes(
            [end]
        )
        content = state.rarely(content, bytes([(end + 1) % 256, (end - 1) % 256, end]))
        state.block(text, content)
        state.expect(target, content)

    body = f"""
        LDX #$FF
    .next
        INX
        LDA.w {text},X
        STA.w {target},X
        CMP #${end:02X}
        BNE .next
    """
    wide = f"""
        LDY #$0000
    .next
        LDA.w {text},Y
        STA.w {target},Y
        INY
        CMP #${end:02X}
        BNE .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that copies the text at {text} to {target}, up to and including its "
            f"terminator ${end:02X}.",
            f"How do I copy a ${end:02X}-terminated string from {text} to {target}? It takes at most 32 "
            "bytes with its terminator.",
            f"strcpy: {text} -> {target}, terminator ${end:02X} copied too, at most 32 bytes.",
            f"The file name at {text} ends with ${end:02X} (32 bytes at most, that one included). Put a "
            f"copy, terminator and all, at {target}.",
        ),
        references=(routine.code(body, m=8, x=8), routine.code(wide, m=8, x=16)),
        case=case,
        writes=[(target, 32)],
        parameters={"end": end, "text": text, "target": target},
    )
