"""Exclusive-ors every byte with its own index."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "IndexCipher", "ScrambleBlock", "MaskByIndex")
    length, key = rng.randrange(4, 100), rng.randrange(1, 256)
    [data] = low_ram(rng, 1, length)

    def case(state: State) -> None:
        content = state.block(data, length)
        state.expect(data, bytes(byte ^ place ^ key for place, byte in enumerate(content)))

    body = f"""
        LDX #${length - 1:02X}
    .next
        TXA
        EOR #${key:02X}
        EOR.w {data},X
        STA.w {data},X
        DEX
        BPL .next
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that exclusive-ors each of the {length} bytes at {data} with its index (0 on) and "
            f"with ${key:02X}, in place.",
            f"How do I scramble {length} bytes at {data} so that byte i becomes byte i ^ i ^ ${key:02X}?",
            f"byte[{data} + i] ^= i ^ ${key:02X}, i = 0..{length - 1}.",
            f"Against easy save editing, mask the {length} bytes from {data}: each is exclusive-ored with "
            f"${key:02X} and with its own position.",
        ),
        references=(routine.code(body, m=8, x=8),),
        case=case,
        writes=[(data, length)],
        parameters={"length": length, "key": key, "data": data},
    )
