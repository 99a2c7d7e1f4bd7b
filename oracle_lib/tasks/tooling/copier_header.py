"""Whether a ROM file has a copier header, told by its size, and where something lies in the file then."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import offset_of
from oracle_lib.tasks.kit.tooling import hexadecimal, question, snes

SUBJECT = "ROM files"
_FIELDS = {
    "the title": 0xFFC0, "the map mode": 0xFFD5, "the ROM size byte": 0xFFD7, "the SRAM size byte": 0xFFD8,
    "the complement": 0xFFDC, "the checksum": 0xFFDE, "the native NMI vector": 0xFFEA, "the reset vector": 0xFFFC,
}  # fmt: skip


def draw(rng: random.Random) -> Problem:
    header = rng.choice((0, 0x200))
    size = rng.choice((0x40000, 0x60000, 0x80000, 0xC0000, 0x100000, 0x140000, 0x180000, 0x200000, 0x300000)) + header
    if rng.random() < 0.3:
        name = rng.choice(sorted(_FIELDS))
        address = _FIELDS[name]
    else:
        address = rng.randrange(0x00, min(0x30, size >> 15)) << 16 | rng.randrange(0x8000, 0x10000)
        name = f"the byte at {snes(address)}"
    offset = offset_of("LoROM", address)
    written = f"{size} bytes" if rng.random() < 0.5 else f"{hexadecimal(size)} bytes"
    letter = "A" if header else "B"
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"My ROM file has {written}. Does it have a copier header, and at which offset of the file is {name}?",
            f"A tool shows rubbish when I load this file ({written}). Headered or not? And where do I find {name}?",
            f"{written}: header? Offset of {name}?",
            f"I write a script that reads {name} from a ROM file. This one is {written} long. Which offset must it "
            "use, and is there "
            "a header in front?",
            f"Tell me from the size, {written}, whether the file is headered, and the file offset of {name}.",
        ),
        input="The ROM is LoROM. A copier header is $200 bytes in front of the ROM; a ROM without one is a multiple of "
        "$8000 "
        f"bytes.{'' if name.startswith('the byte') else f' In bank $00, {name} begins at ${address:04X}.'}\n\nA) it "
        "has a copier "
        "header\nB) it has none",
        reasoning=f"{hexadecimal(size)} modulo $8000 is {hexadecimal(size % 0x8000)}, so there is "
        f"{'a header of $200 bytes' if header else 'no header'}. {snes(address)} is offset {hexadecimal(offset)} of "
        "the ROM"
        + (
            f", and {hexadecimal(offset)} + $200 = {hexadecimal(offset + header)} of the file."
            if header
            else " and of the file."
        ),
        facts={"choice": letter, "offset": offset + header},
        parameters={"size": size, "address": address, "said": written},
    )
