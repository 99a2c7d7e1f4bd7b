"""Expands a small LZ format: runs of literals and copies from what was already written."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "decompression"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "LzDecode", "ExpandLz", "UnpackLz")
    packed, target = low_ram(rng, 2, 80)

    def case(state: State) -> None:
        source, output = b"", b""
        for _ in range(state.rng.randrange(1, 6)):
            literal = state.rng.randbytes(state.rng.randrange(1, 7))
            source += bytes([len(literal)]) + literal
            output += literal
            back, count = state.rng.randrange(1, min(len(output), 9) + 1), state.rng.randrange(1, 8)
            source += bytes((0x80 | count, back))
            for _ in range(count):
                output += output[-back:][:1]
        state.block(packed, source + b"\0")
        state.expect(target, output)

    body = f"""
        LDX #$00 ; source
        LDY #$00 ; target
    .command
        LDA.w {packed},X
        BEQ .done
        BMI .copy
        STA.b $00
        INX
    .literal
        LDA.w {packed},X
        STA.w {target},Y
        INX
        INY
        DEC.b $00
        BNE .literal
        BRA .command
    .copy
        AND #$7F
        STA.b $00
        TYA
        SEC
        SBC.w {packed + 1},X ; so far back
        INX #2
        PHX
        TAX
    .again
        LDA.w {target},X
        STA.w {target},Y
        INX
        INY
        DEC.b $00
        BNE .again
        PLX
        BRA .command
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that unpacks a small LZ stream from {packed} to {target}: $01-$7F = that many literal "
            "bytes follow, $81-$FF = copy (n & $7F) bytes from as far back in the output as the next byte says, "
            "one by one, $00 = end.",
            f"How do I decode LZ commands at {packed} into {target}? n < $80: n literals; n >= $80: n & $7F bytes "
            "copied singly from the output, next byte = distance back; 0 ends. D is 0, output at most 80 bytes.",
            f"LZ: {packed} -> {target}; 00 end, 01-7F literals, 80+n d: copy n bytes from d back (overlap allowed); "
            "D = 0, output <= 80 bytes.",
            f"My graphics use a tiny LZ at {packed}: a count below $80 is followed by that many bytes, $80 + count "
            "by a distance into what was written before (copies may overlap), 0 ends. Write at most 80 bytes to "
            f"{target}.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(target, 80)],
        parameters={"packed": packed, "target": target},
    )
