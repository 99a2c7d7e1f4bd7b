"""Moves the letters of a text by a constant, leaving other characters alone."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ShiftLetters", "MapLetters", "ToCapitals")
    length, first, count = rng.randrange(4, 32), rng.randrange(0x20, 0x80), rng.randrange(10, 40)
    [text] = low_ram(rng, 1, length)
    mask = 0x80

    def case(state: State) -> None:
        edges = (first - 1, first, first + count - 1, first + count)
        content = bytes(state.rng.choice((*edges, state.rng.randrange(256))) for _ in range(length))
        state.block(text, content)
        state.expect(text, bytes(byte ^ mask if first <= byte < first + count else byte for byte in content))

    body = f"""
        LDX #${length - 1:02X}
    .next
        LDA.w {text},X
        CMP #${first:02X}
        BCC .other
        CMP #${first + count:02X}
        BCS .other
        EOR #${mask:02X}
        STA.w {text},X
    .other
        DEX
        BPL .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that flips bit 7 of every byte from ${first:02X} to ${first + count - 1:02X} "
            f"(inclusive) in the {length} bytes at {text}; other bytes stay.",
            f"How do I highlight letters? In {length} bytes at {text}, each one in "
            f"${first:02X}..${first + count - 1:02X} is exclusive-ored with $80; the rest is left alone.",
            f"{length} bytes at {text}: b ^= $80 where ${first:02X} <= b <= ${first + count - 1:02X}.",
            f"The second half of my font has bold letters. Change every ${first:02X} to ${first + count - 1:02X} "
            f"among the {length} bytes from {text} by flipping bit 7.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(text, length)],
        parameters={"length": length, "first": first, "count": count, "text": text},
    )
