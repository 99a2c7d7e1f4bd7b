"""What expanding a LoROM image changes: the size byte of the header, and the first bank that is new."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import address_of
from oracle_lib.tasks.kit.tooling import hexadecimal, question

SUBJECT = "ROM banks"
_SIZES = (0x40000, 0x80000, 0x100000, 0x180000, 0x200000, 0x280000, 0x300000, 0x380000)


def draw(rng: random.Random) -> Problem:
    old, new = sorted(rng.sample(_SIZES, 2))
    taken = rng.randrange(0, new - old - 0x8000 + 1, 0x1000)
    exponent = (new // 1024 - 1).bit_length()
    place = address_of("LoROM", old + taken)
    free = new - old - taken
    said = f"{old // 1024} KiB" if rng.random() < 0.5 else hexadecimal(old) + " bytes"
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"I expand a LoROM image from {said} to {new // 1024} KiB. Which size byte goes to $00FFD7, where is the "
            "first free "
            "byte of the new space, and how many bytes are free?",
            f"After expanding my ROM ({said}) to {new // 1024} KiB, what do I write to the header, and where may I put "
            "new data?",
            f"{said} -> {new // 1024} KiB: header byte, first free address, bytes free?",
            f"My hack needs more room, so it grows from {said} to {new // 1024} KiB. Give me the value of the ROM size "
            "in the "
            "header and the address where the unused part of the new space begins.",
            f"How large is the new space when a {said} LoROM becomes {new // 1024} KiB, at which SNES address does it "
            "start, and "
            "what does the header say then?",
        ),
        input=(f"The first {hexadecimal(taken)} bytes of the new space are taken already. " if taken else "")
        + "No copier header. The size byte is the smallest n with 1024 * 2^n at least the size. Use banks from $00 on; "
        "`hex` is "
        "the size byte.",
        reasoning=f"{new // 1024} KiB is {'' if 1 << exponent == new // 1024 else 'not a power of two; the next is '}"
        f"{1 << exponent} KiB, 2^{exponent}: the size byte is ${exponent:02X}. The new space begins at offset "
        f"{hexadecimal(old)}"
        + (
            f", its free part at {hexadecimal(old)} + {hexadecimal(taken)} = {hexadecimal(old + taken)}"
            if taken
            else ""
        )
        + f". {hexadecimal(old + taken)} / $8000 = ${old + taken >> 15:02X}, rest ${old + taken & 0x7FFF:04X}, so it "
        "is "
        f"${place >> 16:02X}:{place & 0xFFFF:04X}. {hexadecimal(new)} - {hexadecimal(old + taken)} = {free} bytes are "
        "free.",
        facts={"hex": f"{exponent:02X}", "address": place, "bytes": free},
        parameters={"old": old, "new": new, "taken": taken},
    )
