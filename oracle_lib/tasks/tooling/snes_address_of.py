"""The SNES address of an offset in the file, in LoROM, HiROM and ExLoROM images."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import RULES, Mapper, address_of, offset_of
from oracle_lib.tasks.kit.tooling import hexadecimal, question, snes
from oracle_lib.tasks.tooling.rom_offset_of import MAPPERS

SUBJECT = "ROM addresses"
_FIRST: dict[Mapper, str] = {
    "LoROM": "banks from $00 on",
    "HiROM": "banks from $C0 on",
    "ExLoROM": "banks from $80 on for the first 4 MiB, from $00 on behind them",
}


def draw(rng: random.Random) -> Problem:
    mapper, header = rng.choice(MAPPERS), rng.choice((0, 0, 0x200))
    offset = rng.randrange({"LoROM": 0x380000, "HiROM": 0x400000, "ExLoROM": 0x780000}[mapper])
    address = address_of(mapper, offset)
    assert offset_of(mapper, address) == offset
    headed = "with a copier header of $200 bytes" if header else "without a copier header"
    shown = offset + header
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"Which SNES address does offset {hexadecimal(shown)} of the file have?",
            f"A hex editor found my string at {hexadecimal(shown)}. What do I write behind `org`?",
            f"File offset {hexadecimal(shown)} -> SNES address?",
            f"Convert the PC offset {hexadecimal(shown)} ({shown}) to a SNES address ({mapper}) and name its bank.",
            f"The patch changes the byte at {hexadecimal(shown)} of the ROM file. Where will the CPU see it?",
        ),
        input=f"The image is {mapper}, the file {headed}. {RULES[mapper]}. Use {_FIRST[mapper]}.",
        reasoning=(
            f"Without the header the offset is {hexadecimal(shown)} - $200 = {hexadecimal(offset)}. " if header else ""
        )
        + _steps(mapper, offset, address),
        facts={"address": address, "bank": address >> 16},
        parameters={"mapper": mapper, "offset": offset, "header": header},
    )


def _steps(mapper: Mapper, offset: int, address: int) -> str:
    if mapper == "HiROM":
        return f"HiROM banks have $10000 bytes: {hexadecimal(offset)} + $C00000 = {snes(address)}."
    rest = offset & 0x3FFFFF
    said = ""
    if mapper == "ExLoROM":
        said = (
            "It is below $400000, so its bank is one of $80 and above. "
            if offset < 0x400000
            else f"It lies {hexadecimal(rest)} behind $400000, so its bank is below $80. "
        )
    plus = " + $80" if mapper == "ExLoROM" and offset < 0x400000 else ""
    return (
        f"{said}{hexadecimal(rest)} / $8000 = ${rest >> 15:02X}{plus}, the bank ${address >> 16:02X}; the rest is "
        f"${rest & 0x7FFF:04X}, and + $8000 it is ${address & 0xFFFF:04X}."
    )
