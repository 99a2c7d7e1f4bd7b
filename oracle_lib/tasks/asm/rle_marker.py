"""Expands text in which a marker byte introduces a run."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ExpandMarked", "DecodeMarked", "UnpackMarked")
    packed, target = low_ram(rng, 2, 64)
    marker, end = rng.sample(range(256), 2)

    def case(state: State) -> None:
        source, output = b"", b""
        plain = [byte for byte in range(256) if byte not in (marker, end)]
        for _ in range(state.rng.randrange(7)):
            value, count = state.rng.choice(plain), state.rng.randrange(1, 9)
            run = state.rng.random() < 0.5
            source += bytes((marker, count, value)) if run else bytes([value])
            output += bytes([value]) * (count if run else 1)
        state.block(packed, source + bytes([end]))
        state.expect(target, output + bytes([end]))

    body = f"""
        LDX #$00
        LDY #$00
    .next
        LDA.w {packed},X
        INX
        CMP #${marker:02X}
        BNE .put
        LDA.w {packed},X
        XBA ; B counts
        LDA.w {packed + 1},X
        INX #2
    .repeat
        STA.w {target},Y
        INY
        XBA
        DEC
        BEQ .next
        XBA
        BRA .repeat
    .put
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
            f"Write a routine that unpacks {packed} to {target}: ${marker:02X} is followed by a count and a "
            f"value to repeat, ${end:02X} ends (and is copied), any "
            f"other byte is copied.",
            f"How do I decode a stream with escape ${marker:02X}? Source {packed}, target {target}. "
            f"${marker:02X},n,v means v n times; other bytes are literal; ${end:02X} "
            f"is copied and ends it.",
            f"Decode {packed} -> {target}: literals, ${marker:02X} count value = run, ${end:02X} = end "
            "(copy it too). Output <= 64 bytes, no run of 0.",
            f"My text packs runs as ${marker:02X}, count (1 or more), byte. All else is literal until "
            f"${end:02X}, which also goes to the output. From {packed} to {target}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(target, 64)],
        parameters={"packed": packed, "target": target, "marker": marker, "end": end},
    )
