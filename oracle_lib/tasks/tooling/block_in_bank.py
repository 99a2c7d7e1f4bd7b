"""Whether a block that is put somewhere crosses a bank, and how much of it lies in the first."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import address_of, offset_of
from oracle_lib.tasks.kit.tooling import hexadecimal, question, snes
from oracle_lib.verify import assemble

SUBJECT = "ROM banks"
_BLOCKS = ("tile data", "a music bank", "the text script", "the level table", "a compressed map", "the sprite code",
           "an animation table", "the font")  # fmt: skip


def draw(rng: random.Random) -> Problem:
    crosses = rng.random() < 0.5
    room = rng.randrange(0x10, 0x1800)
    size = room + rng.randrange(1, 0x1000) if crosses else room - rng.randrange(0, min(room, 0x400))
    start = rng.randrange(0x01, 0x6F) << 16 | 0x10000 - room
    last = address_of("LoROM", offset_of("LoROM", start) + size - 1)
    # An assembler says so too.
    fits = assemble(f"org {snes(start)}\n" + "\n".join(["db " + ",".join(["1"] * 16)] * (size // 16)
                                                       + ["db 1"] * (size % 16)), backend="own").ok  # fmt: skip
    assert fits is not crosses, (start, size)
    name = rng.choice(_BLOCKS)
    letter = "A" if crosses else "B"
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"I want to put {name} ({hexadecimal(size)} bytes) at {snes(start)}. Does it cross the bank, and at which "
            "address "
            "is its last byte?",
            f"Does a block of {size} bytes fit at {snes(start)} without a bank crossing?",
            f"{hexadecimal(size)} bytes at {snes(start)}: crossing? Last byte?",
            f"asar complains about a bank border when I insert {name}. It starts at {snes(start)} and has {size} "
            "bytes. Is "
            "that right, and where would it end in the ROM?",
            f"How much room is behind {snes(start)} in its bank, and is it enough for {hexadecimal(size)} bytes? Tell "
            "me where "
            "the last byte of the block comes to lie.",
        ),
        input="The image is LoROM: a bank shows $8000 bytes of the ROM at $8000-$FFFF, and the next bytes of the file "
        "are in "
        "the next bank from $8000 on.\n\nA) it crosses into the next bank\nB) it stays in its bank\n\n`address` is "
        "where the "
        "last byte of the block lies, `bytes` is the room from its start to the end of the bank.",
        reasoning=f"From {snes(start)} to the end of the bank there are $10000 - ${start & 0xFFFF:04X} = "
        f"{hexadecimal(room)} bytes ({room}). The block has {size}, "
        + (
            f"{size - room} too many, which come to lie from ${(start >> 16) + 1:02X}:8000 on, up to {snes(last)}."
            if crosses
            else f"so it fits, and ends at {snes(start)} + {size} - 1 = {snes(last)}."
        ),
        facts={"choice": letter, "address": last, "bytes": room},
        parameters={"start": start, "size": size},
    )
