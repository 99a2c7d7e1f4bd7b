"""The checksum and its complement after some bytes of an image were changed."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import hexadecimal, plural, question

SUBJECT = "checksum and header"


def draw(rng: random.Random) -> Problem:
    size = rng.choice((0x40000, 0x80000, 0x100000))
    image = bytearray(rng.randbytes(0x4000)) + bytearray(rng.choice((b"\xff", b"\x00")) * (size - 0x4000))
    image[0x7FDC:0x7FE0] = b"\xff\xff\x00\x00"
    old = sum(image) & 0xFFFF
    changes: list[tuple[int, int, int]] = []
    for _ in range(rng.randrange(2, 6)):
        at = rng.choice((rng.randrange(0x4000), rng.randrange(0x8000, size)))
        new = rng.randrange(256)
        if image[at] != new and at not in [place for place, _, _ in changes]:
            changes.append((at, image[at], new))
    if len(changes) < 2:
        return draw(rng)
    for at, _, new in changes:
        image[at] = new
    checksum = sum(image) & 0xFFFF
    complement = checksum ^ 0xFFFF
    listed = "\n".join(f"- {hexadecimal(at)}: ${before:02X} -> ${after:02X}" for at, before, after in changes)
    steps = "\n".join(
        f"- {hexadecimal(at)}: ${after:02X} - ${before:02X} = {after - before:+d}" for at, before, after in changes
    )
    moved = sum(after - before for _, before, after in changes)
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"The checksum of my image was ${old:04X}. Then I changed these bytes. What are checksum and complement "
            "now?",
            f"I patched {plural(len(changes), 'byte')} with a hex editor. Which values do I have to put into the "
            "header, if the "
            f"checksum was ${old:04X} before?",
            f"Old checksum ${old:04X}; new checksum and complement?",
            f"The emulator says that the checksum is bad since I edited the ROM. It was ${old:04X}. Work out the right "
            "one from "
            "the changes, with the complement.",
            f"Mend the header: from checksum ${old:04X} and this list of changes to the new pair.",
        ),
        input=f"The size is a power of two, {size // 1024} KiB, so each byte counts once: the checksum is the sum of "
        "all bytes "
        "modulo $10000, in which the four bytes of checksum and complement count as FF FF 00 00. The complement is the "
        "checksum "
        f"XOR $FFFF.\n\n{listed}",
        reasoning=f"{steps}\n\nTogether {moved:+d}. ${old:04X} {'+' if moved >= 0 else '-'} ${abs(moved):04X}, modulo "
        "$10000, is "
        f"${checksum:04X}; ${checksum:04X} XOR $FFFF = ${complement:04X}.",
        facts={"checksum": checksum, "complement": complement},
        parameters={"old": old, "changes": listed, "size": size},
    )
