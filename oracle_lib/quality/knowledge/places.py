"""The memory map of a LoROM game: which memory or register a 24-bit address names, through whichever mirror, and what
the shipped facts say is there. It knows no game but by these facts.

Sources of the facts are named in `REGISTERS_FROM` and, for memory, in each row of `memory.csv`.
"""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

Region = Literal["WRAM", "register", "SRAM", "ROM", "nothing"]

REGISTERS_FROM = "fullsnes (nocash) and the register document of anomie"


class Register(NamedTuple):
    """A hardware register: its address in bank 0, the `access` it allows (R, W or RW), `when` (any time; "not drawing":
    forced blank, v-blank or h-blank; "blank": forced blank or v-blank), its `bits`, and what it is for.
    """

    address: int
    name: str
    access: str
    when: str
    bits: str
    what: str


class Memory(NamedTuple):
    """What lies in `bytes` bytes of WRAM or SRAM from an address on, and in which `source` that is to be seen."""

    address: int
    bytes: int
    what: str
    more: str
    source: str


@dataclass(frozen=True)
class Place:
    """What answers at an address. `address` is the one that all mirrors share: WRAM in banks $7E and $7F, registers in
    bank $00, SRAM from bank $70 on, ROM below bank $80.
    """

    address: int
    region: Region
    register: Register | None = None
    memory: Memory | None = None

    def __str__(self) -> str:
        """A line for people: the fact with its source, or the region alone."""
        written = f"${self.address:06X}"
        if self.register:
            one = self.register
            access = {"R": "read only", "W": "write only", "RW": "read and write"}[one.access]
            when = {"any": "any time", "not drawing": "outside the picture", "blank": "in forced blank or v-blank"}
            return f"{written} {one.name}: {one.what}; {access}, {when[one.when]}; bits {one.bits} [{REGISTERS_FROM}]"
        if self.memory:
            one_of = self.memory
            offset = self.address - one_of.address
            inside = f" (byte {offset} of {one_of.bytes})" if offset else ""
            more = f"; {one_of.more}" if one_of.more else ""
            return f"{written} {self.region}: {one_of.what}{inside}{more} [{one_of.source}]"
        if self.region == "nothing":
            return f"{written}: nothing answers there"
        return f"{written}: {self.region}"


def place(address: int) -> Place:
    """What answers at a 24-bit address; one of 16 bits is taken as bank $00's."""
    shared = canonical(address)
    region = _region(shared)
    return Place(shared, region, registers().get(shared) if region == "register" else None, _memory_at(shared))


def canonical(address: int) -> int:
    """The address that all mirrors of a place share."""
    bank, low = address >> 16 & 0xFF, address & 0xFFFF
    if bank & 0x7E == 0x7E:  # the ROM and SRAM of banks $FE and $FF have WRAM in front of their other mirror
        return address & 0xFFFFFF
    if low >= 0x8000:
        return (bank & 0x7F) << 16 | low
    if not bank & 0x40:
        return 0x7E0000 | low if low < 0x2000 else low
    return (bank & 0x7F) << 16 | low


@cache
def registers() -> dict[int, Register]:
    """The registers by their addresses, those of DMA for each of the eight channels."""
    found = dict[int, Register]()
    for row in _rows("registers.csv"):
        for channel in "01234567" if "x" in row["address"] else "0":
            address = int(row["address"][1:].replace("x", channel), 16)
            name = row["name"].replace("x", channel)
            found[address] = Register(address, name, row["access"], row["when"], row["bits"], row["what"])
    return found


@cache
def memories() -> tuple[Memory, ...]:
    """What is known of WRAM and SRAM, by address."""
    return tuple(
        sorted(
            Memory(int(row["address"][1:], 16), int(row["bytes"] or 1), row["what"], row["more"], row["source"])
            for row in _rows("memory.csv")
        )
    )


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _region(address: int) -> Region:
    bank, low = address >> 16, address & 0xFFFF
    if bank in (0x7E, 0x7F):
        return "WRAM"
    if low >= 0x8000:
        return "ROM"
    if bank == 0:
        return "register" if low in registers() else "nothing"
    return "SRAM" if bank & 0x7F >= 0x70 else "nothing"


@cache
def _memory_starts() -> list[int]:
    return [one.address for one in memories()]


def _memory_at(address: int) -> Memory | None:
    index = bisect_right(_memory_starts(), address) - 1
    found = memories()[index] if index >= 0 else None
    return found if found and address < found.address + found.bytes else None
