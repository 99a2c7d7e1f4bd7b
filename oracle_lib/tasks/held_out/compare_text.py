"""Compares two texts in alphabetical order."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CompareText", "WhichFirst", "OrderNames")
    length = rng.randrange(4, 14)
    first, second, result = low_ram(rng, 3, length)

    def case(state: State) -> None:
        shared = bytes(state.rng.randrange(1, 256) for _ in range(state.rng.randrange(1, length - 1)))
        low, high = sorted(state.rng.sample(range(1, 256), 2))
        a, b = state.one_of(
            (shared, shared),
            (shared + bytes([low]), shared + bytes([high])),
            (shared + bytes([high]), shared + bytes([low])),
            (shared, shared + bytes([low])),
            (shared + bytes([low]), shared),
            (b"", shared),
            (b"\x7f", b"\x80"),
            (b"", b""),
        )
        tail = bytes(state.rng.randrange(1, 256) for _ in range(length))
        state.block(first, (a + b"\0" + tail)[:length])
        state.block(second, (b + b"\0" + tail[::-1])[:length])
        state.expect(result, (a > b) - (a < b))

    body = f"""
        LDX #$00
    .next
        LDA.w {first},X
        CMP.w {second},X
        BNE .differ
        INX
        CMP #$00
        BNE .next
        BRA .store
    .differ
        LDA #$01
        BCS .store
        LDA #$FF
    .store
        STA.w {result}
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that compares the texts at {first} and {second}, both ended by $00: byte {result} "
            "= 0 if they are equal, 1 if the first is greater, $FF if it is smaller, by unsigned bytes as "
            f"strcmp does. Neither is longer than {length} bytes with its end.",
            f"How do I write strcmp? Texts end with $00 ({first} and {second}, at most {length} bytes each); the "
            f"byte at {result} becomes 0 for equal, 1 if the one at {first} comes later, $FF if it comes first. "
            "Bytes are unsigned.",
            f"byte[{result}] = sign of strcmp(text at {first}, text at {second}): 0, 1 or $FF; $00 ends a text, "
            f"unsigned bytes, up to {length} bytes.",
            f"To sort files by name I compare two names at {first} and {second}, each ended by $00 and no longer "
            f"than {length} bytes. Store at {result}: 0 the same, $FF if the first is earlier in the order of "
            "the byte values, 1 if later.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(result, 1)],
        parameters={"length": length, "first": first, "second": second, "result": result},
    )
