"""The bytes of the IPS record that makes a change, plain or run-length encoded."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import offset_of
from oracle_lib.tasks.kit.ips import RULES, applied, patch, record, run
from oracle_lib.tasks.kit.tooling import hexadecimal, plural, question, snes

SUBJECT = "patch files"


def draw(rng: random.Random) -> Problem:
    header = rng.choice((0, 0, 0x200))
    by_address = rng.random() < 0.5
    address = rng.randrange(0x00, 0x30) << 16 | rng.randrange(0x8000, 0xFFC0)
    offset = offset_of("LoROM", address) + header
    if rng.random() < 0.35:
        byte, count = rng.choice((0x00, 0xFF, 0xEA, rng.randrange(256))), rng.randrange(16, 0x400)
        data, written = bytes([byte]) * count, run(offset, count, byte)
        change = f"{count} bytes ${byte:02X}"
        parts = f"00 00 for a run, {written[5:7].hex(' ').upper()} the count ({count}), {byte:02X} the byte"
        form = "Encode it as a run."
    else:
        data = rng.randbytes(rng.randrange(1, 9))
        written = record(offset, data)
        change = f"{plural(len(data), 'byte')} {data.hex(' ').upper()}"
        parts = f"{written[3:5].hex(' ').upper()} the length, and the data"
        form = "Encode it plainly, not as a run."
    image = bytes(offset + len(data) + 16)
    assert applied(image, patch([written]))[offset : offset + len(data)] == data
    place = f"the SNES address {snes(address)}" if by_address else f"offset {hexadecimal(offset)} of the file"
    headed = "has a copier header of $200 bytes" if header else "has no copier header"
    where = f"{snes(address)} is offset {hexadecimal(offset)} of this file. " if by_address else ""
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"Write the IPS record that puts {change} at {place}.",
            f"My patcher must change {place} to {change}. Which bytes do I write into the IPS file for that, between "
            "`PATCH` and "
            "`EOF`?",
            f"IPS record: {place}, {change}.",
            f"I make an IPS patch by hand. The change: {change}, at {place}. What does its record look like in hex?",
            f"Give me the raw bytes of an IPS record for {change} at {place}.",
        ),
        input=f"The ROM is LoROM and its file {headed}. {RULES} {form}",
        reasoning=f"{where}The offset is {written[:3].hex(' ').upper()}, high byte first; then {parts}.",
        facts={"hex": written.hex(" ").upper()},
        parameters={"record": written.hex(), "header": header, "address": address if by_address else -1},
    )
