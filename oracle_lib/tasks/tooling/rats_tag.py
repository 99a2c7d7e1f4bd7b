"""What a RATS tag protects: the size of the block, and the first byte behind it."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import used
from oracle_lib.tasks.kit.tooling import code, dump, question, snes

SUBJECT = "free space"


def draw(rng: random.Random) -> Problem:
    start = rng.randrange(0x10, 0x40) << 16 | rng.randrange(0x8000, 0xC000) & 0xFFF0
    before = rng.randrange(2, 20)
    size = rng.randrange(9, 0x3000)
    tag = b"STAR" + (size - 1).to_bytes(2, "little") + (size - 1 ^ 0xFFFF).to_bytes(2, "little")
    content = bytes([0xFF] * before) + tag + used(rng, 64 - before - 8)
    at = start + before
    behind = at + 8 + size
    field = tag[4:].hex(" ").upper()
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            "How many bytes does the RATS tag in this dump protect, and at which address does free space go on?",
            "Somebody inserted a block here with a RATS tag. How large is it, and what is the first address that I may "
            "use "
            "behind it?",
            "RATS tag: protected bytes, first address behind?",
            "I want to put my code right behind the protected block. Read its tag and give me the address.",
            "Decode the STAR tag in this hex dump: size of the data that follows it, and where it ends.",
        ),
        input=f"{code(dump(start, content), '')}\n\nA RATS tag is `STAR`, then the size of the data less one in two "
        "bytes, low "
        "byte first, then the same with all bits inverted. The data follows the tag.",
        reasoning=f"`STAR` is 53 54 41 52; it stands at {snes(at)}. Behind it: {field}. The first two are "
        f"${size - 1:04X}, and "
        f"${size - 1:04X} XOR $FFFF is ${size - 1 ^ 0xFFFF:04X}, so the tag is sound. The data has ${size - 1:04X} + 1 "
        f"= {size} "
        f"bytes, from {snes(at + 8)} on; the first byte behind it is {snes(behind)}.",
        facts={"bytes": size, "address": behind},
        parameters={"start": start, "dump": content.hex()},
    )
