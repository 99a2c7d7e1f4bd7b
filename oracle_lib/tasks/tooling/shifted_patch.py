"""A change that landed $200 bytes off because of a copier header: where it went, and where it belongs."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import address_of, offset_of
from oracle_lib.tasks.kit.ips import applied, patch, record
from oracle_lib.tasks.kit.tooling import code, dump, hexadecimal, question, snes

SUBJECT = "ROM files"


def draw(rng: random.Random) -> Problem:
    made_for_header = rng.random() < 0.5
    address = rng.randrange(0x00, 0x30) << 16 | rng.randrange(0x8200, 0xFD00)
    offset = offset_of("LoROM", address)
    data = rng.randbytes(rng.randrange(3, 9))
    # The patch is made for one kind of file and applied to the other.
    ips = patch([record(offset + (0x200 if made_for_header else 0), data)])
    image = applied(bytes(offset + 0x800), ips)
    landed = image.index(data)
    hit = address_of("LoROM", landed - (0 if made_for_header else 0x200))
    right = offset + (0 if made_for_header else 0x200)
    assert abs(landed - right) == 0x200
    letter = "A" if made_for_header else "B"
    has = "no copier header" if made_for_header else "a copier header of $200 bytes"
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"The patch should change {snes(address)}, but that is as before, and the game shows garbage elsewhere. "
            "What went "
            "wrong, which SNES address was overwritten, and at which offset of this file do the bytes belong?",
            f"I applied this IPS patch and nothing happened at {snes(address)}. Where did its bytes go, as the CPU "
            "sees it, and "
            "where in the file should they be?",
            f"Patch for {snes(address)} landed elsewhere: why, where, right offset?",
            f"My ROM crashes since I applied the patch that was meant for {snes(address)}. Compare its offset with my "
            "file and tell "
            "me the cause, the address that it really hit and the right offset.",
            f"Why does this patch miss {snes(address)}? Name the address it overwrites in my file, and the offset it "
            "would need.",
        ),
        input=f"LoROM. My file has {has}. The patch:\n\n{code(dump(0, ips, 4), '')}\n\nA record is the offset in the "
        "file (3 bytes) "
        "and the length (2 bytes), high byte first, and the data.\n\nA) the patch was made for a file with a copier "
        "header\nB) the "
        "patch was made for a file without a copier header\n\n`address` is the SNES address that was overwritten, "
        "`offset` the "
        "right offset in my file.",
        reasoning=f"The record writes to {hexadecimal(landed)} of the file, "
        + (
            f"which without a header is {snes(hit)}."
            if made_for_header
            else f"which behind the header is {hexadecimal(landed - 0x200)} of the ROM, {snes(hit)}."
        )
        + f" {snes(address)} is offset {hexadecimal(offset)} of the ROM, {hexadecimal(right)} of this file: the patch "
        "is $200 too "
        + ("high, as for a file with a header." if made_for_header else "low, as for a file without one."),
        facts={"choice": letter, "address": hit, "offset": right},
        parameters={"patch": ips.hex(), "address": address, "header": int(not made_for_header)},
    )
