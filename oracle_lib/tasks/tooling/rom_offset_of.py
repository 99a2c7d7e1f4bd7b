"""The offset in the file of a SNES address, in LoROM, HiROM and ExLoROM images."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import RULES, Mapper, offset_of
from oracle_lib.tasks.kit.tooling import hexadecimal, question, snes

SUBJECT = "ROM addresses"
MAPPERS: tuple[Mapper, ...] = ("LoROM", "LoROM", "HiROM", "ExLoROM")


def draw(rng: random.Random) -> Problem:
    mapper, header = rng.choice(MAPPERS), rng.choice((0, 0, 0x200))
    if mapper == "HiROM":
        bank = rng.choice((rng.randrange(0xC0, 0x100), rng.randrange(0x40, 0x7E), rng.randrange(0x00, 0x40)))
        low = rng.randrange(0x8000, 0x10000) if bank < 0x40 else rng.randrange(0x10000)
    else:
        bank = rng.choice((rng.randrange(0x00, 0x70), rng.randrange(0x80, 0xF0)))
        low = rng.randrange(0x8000, 0x10000)
    address = bank << 16 | low
    offset = offset_of(mapper, address)
    headed = "with a copier header of $200 bytes" if header else "without a copier header"
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"At which offset of the file is the byte that the SNES sees at {snes(address)}?",
            f"I want to change {snes(address)} with a hex editor. Where in the file is that?",
            f"{snes(address)} -> file offset?",
            f"Convert ${bank:02X}:{low:04X} to a PC offset ({mapper}).",
            f"A debugger shows a table at {snes(address)}. I open the ROM file; which offset do I jump to?",
        ),
        input=f"The image is {mapper}, the file {headed}. {RULES[mapper]}.",
        reasoning=_steps(mapper, bank, low, offset) + (f" The header moves everything by $200: "
        f"{hexadecimal(offset)} + $200 = {hexadecimal(offset + header)}." if header else ""),
        facts={"offset": offset + header},
        parameters={"mapper": mapper, "address": address, "header": header},
    )  # fmt: skip


def _steps(mapper: Mapper, bank: int, low: int, offset: int) -> str:
    if mapper == "HiROM":
        return (
            f"(${bank:02X} & $3F) * $10000 = ${(bank & 0x3F) << 16:06X}, and the whole 16 bits of the address count: + "
            f"${low:04X} = {hexadecimal(offset)}."
        )
    lower = offset & 0x3FFFFF
    said = (
        f"(${bank:02X} & $7F) * $8000 = ${(bank & 0x7F) << 15:06X}; ${low:04X} & $7FFF = ${low & 0x7FFF:04X}; together "
        f"{hexadecimal(lower)}."
    )
    if mapper == "ExLoROM":
        half = "the upper half of the file" if bank < 0x80 else "the lower half of the file"
        said += f" Bank ${bank:02X} is {'below' if bank < 0x80 else 'from'} $80{'' if bank < 0x80 else ' on'}, {half}"
        said += f": + $400000 = {hexadecimal(offset)}." if bank < 0x80 else "."
    return said
