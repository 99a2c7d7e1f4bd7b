"""What lies at a 24-bit address of a LoROM cartridge, and where in that memory: WRAM, SRAM, ROM and their mirrors."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import LETTERS, hexadecimal, question, snes
from oracle_lib.verify import AddressError
from oracle_lib.verify.memory_map import locate

SUBJECT = "address maps"
_MAP = (
    "LoROM cartridge. Banks $00-$3F and $80-$BF: $0000-$1FFF is the start of WRAM, $2000-$5FFF hardware registers, "
    "$8000-$FFFF ROM. Banks $40-$6F and $C0-$EF: ROM at $8000-$FFFF. Banks $70-$7D and $F0-$FD: SRAM at $0000-$7FFF, "
    "ROM "
    "at $8000-$FFFF. Banks $FE and $FF: ROM at $8000-$FFFF. Banks $7E and $7F: the 128 KiB of WRAM. ROM offset = (bank "
    "& $7F) * $8000 + (address & "
    "$7FFF)."
)
_KINDS = ("WRAM", "SRAM", "ROM", "a hardware register")


def draw(rng: random.Random) -> Problem:
    kind = rng.choice(_KINDS[:3])
    high = rng.choice((0x00, 0x80))
    if kind == "WRAM":
        address = rng.choice((
            (high | rng.randrange(0x40)) << 16 | rng.randrange(0x2000),
            0x7E0000 | rng.randrange(0x20000),
        ))  # fmt: skip
        offset = address & 0x1FFF if address < 0x7E0000 or address >= 0x800000 else address - 0x7E0000
    elif kind == "SRAM":
        bank = 0x70 | rng.randrange(2)
        address = (high | bank) << 16 | rng.randrange(0x8000)
        offset = (bank - 0x70) * 0x8000 + (address & 0x7FFF)
    else:
        bank = rng.randrange(0x70)
        address = (high | bank) << 16 | rng.randrange(0x8000, 0x10000)
        offset = bank * 0x8000 + (address & 0x7FFF)
    _confirm(kind, address, offset)
    order = rng.sample(_KINDS, 4)
    letter = LETTERS[order.index(kind)]
    listed = "\n".join(f"{name}) {text}" for name, text in zip(LETTERS, order, strict=False))
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"What is at {snes(address)}, and at which offset from its beginning?",
            f"A breakpoint hit an access to {snes(address)}. Which memory is that, and which byte of it?",
            f"{snes(address)}: which memory, which offset?",
            f"My pointer holds {snes(address)}. Tell me what it points into, and how far from the start of that "
            "memory.",
            f"The profiler lists {snes(address)} as the busiest address. Which memory is it in? I need the offset "
            "there.",
        ),
        input=f"{_MAP}\n\n{listed}",
        reasoning=_reason(kind, address, offset),
        facts={"choice": letter, "offset": offset},
        parameters={"address": address, "listed": listed},
    )


def _confirm(kind: str, address: int, offset: int) -> None:
    """The console has the same byte there under its first name."""
    first = {
        "WRAM": 0x7E0000 + offset,
        "SRAM": 0x700000 + (offset >> 15 << 16 | offset & 0x7FFF),
        "ROM": offset >> 15 << 16 | 0x8000 | offset & 0x7FFF,
    }[kind]
    try:
        assert locate(address, 1) == locate(first, 1), (kind, address, offset)
    except AddressError as error:
        raise AssertionError(f"{snes(address)} is no {kind}") from error


def _reason(kind: str, address: int, offset: int) -> str:
    bank, low = address >> 16, address & 0xFFFF
    if kind == "WRAM":
        if bank in (0x7E, 0x7F):
            return (
                f"Bank ${bank:02X} is {'the first' if bank == 0x7E else 'the second'} 64 KiB of WRAM, which begins at "
                f"$7E0000: {snes(address)} - $7E0000 = {hexadecimal(offset)}."
            )
        return (
            f"Bank ${bank:02X} is one of $00-$3F and $80-$BF, and ${low:04X} is below $2000: the mirror of the first 8 "
            "KiB "
            f"of WRAM, so it is the byte at $7E{low:04X}, offset {hexadecimal(offset)}."
        )
    if kind == "SRAM":
        return (
            f"Bank ${bank:02X} is{'' if bank < 0x80 else ' the mirror of'} bank ${bank & 0x7F:02X} and ${low:04X} is "
            "below "
            f"$8000: SRAM, $8000 bytes a bank from bank $70 on. (${bank & 0x7F:02X} - $70) * $8000 + ${low:04X} = "
            f"{hexadecimal(offset)}."
        )
    return (
        f"${low:04X} is at or above $8000 and the bank is neither $7E nor $7F: ROM. (${bank:02X} & $7F) * $8000 + "
        f"(${low:04X} & $7FFF) = ${(bank & 0x7F) * 0x8000:06X} + ${low & 0x7FFF:04X} = {hexadecimal(offset)}."
    )
