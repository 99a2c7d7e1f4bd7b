"""ROM images that this project builds to ask about: addresses of the three mappers, banks with free space, headers.

LoROM addresses are confirmed by the console's own map (`verify.memory_map`); the console knows no other mapper.
"""

import random
from typing import Literal

from oracle_lib.verify.memory_map import locate

Mapper = Literal["LoROM", "HiROM", "ExLoROM"]
RULES: dict[Mapper, str] = {
    "LoROM": "offset = (bank & $7F) * $8000 + (address & $7FFF), for $8000-$FFFF of banks $00-$7D and their mirrors "
    "from $80",
    "HiROM": "offset = (bank & $3F) * $10000 + address, for banks $C0-$FF and $40-$7D, and for $8000-$FFFF of banks "
    "$00-$3F and $80-$BF",
    "ExLoROM": "offset = (bank & $7F) * $8000 + (address & $7FFF) for $8000-$FFFF of banks $80-$FF, and the same plus "
    "$400000 for banks $00-$7D",
}
"""Where a byte of the cartridge lies in a file without a copier header."""


def offset_of(mapper: Mapper, address: int) -> int:
    """The offset in the file of the ROM byte at this 24-bit address."""
    bank, low = address >> 16, address & 0xFFFF
    if mapper == "HiROM":
        return (bank & 0x3F) << 16 | low
    offset = (bank & 0x7F) << 15 | low & 0x7FFF
    if mapper == "ExLoROM":
        return offset + (0x400000 if bank < 0x80 else 0)
    assert locate(address, 1) == offset
    return offset


def address_of(mapper: Mapper, offset: int) -> int:
    """The first 24-bit address of the ROM byte at this offset: from bank $00, $C0 or $80 on."""
    if mapper == "HiROM":
        return 0xC00000 + offset
    bank, low = offset >> 15 & 0x7F, offset & 0x7FFF | 0x8000
    return (bank | (0x80 if mapper == "ExLoROM" and offset < 0x400000 else 0)) << 16 | low


def used(rng: random.Random, count: int) -> bytes:
    """Bytes as they stand in code and data, none of them $FF or $00, with which free space is filled."""
    return bytes(rng.randrange(1, 0xFF) for _ in range(count))
