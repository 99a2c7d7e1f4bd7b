"""The 65816's instructions: what each does, the flags it changes, and its opcodes by addressing mode, which are the
assembler's own tables. It knows no cycles, and assembles nothing.
"""

import csv
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from oracle_lib.verify.assembler import Mode
from oracle_lib.verify.assembler.opcodes import (
    ACCUMULATOR,
    ACCUMULATOR_IMMEDIATES,
    BRANCHES,
    DECODED,
    INDEX_IMMEDIATES,
    LONG_BRANCHES,
)

INSTRUCTIONS_FROM = "data sheet of the W65C816S"


class Encoding(NamedTuple):
    """One form of an instruction: its `opcode`, its `operand` as asar reads it ("($12),y"), and how many `bytes` it has
    in all; an immediate whose width a flag gives has one more at 16 bits.
    """

    opcode: int
    mode: Mode
    operand: str
    bytes: int
    is_as_wide_as_its_register: bool = False

    def __str__(self) -> str:
        return f"${self.opcode:02X} {self.operand}".rstrip()


class Instruction(NamedTuple):
    """An instruction of the 65816: its name, what it does, the flags that it changes, and its encodings."""

    mnemonic: str
    what: str
    flags: str
    encodings: tuple[Encoding, ...]

    def __str__(self) -> str:
        """A line for people: the opcodes come by their bytes."""
        by_size = groupby(self.encodings, lambda one: (one.bytes, one.is_as_wide_as_its_register))
        sizes = (f"{_size(*size)}: {', '.join(map(str, encodings))}" for size, encodings in by_size)
        flags = f"; changes {self.flags}" if self.flags else "; changes no flags"
        return f"{self.mnemonic}: {self.what}{flags}; {'; '.join(sizes)} [{INSTRUCTIONS_FROM}]"


def instruction(mnemonic: str) -> Instruction | None:
    """The instruction of a mnemonic, in capitals or not; None where the 65816 has none of that name."""
    return _instructions().get(mnemonic.upper())


@cache
def _instructions() -> dict[str, Instruction]:
    encodings: dict[str, list[Encoding]] = {}
    for opcode, (name, mode, size) in DECODED.items():
        encodings.setdefault(name, []).append(_encoding(opcode, name, mode, size))
    with Path(__file__).with_name("instructions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["mnemonic"]: Instruction(
                row["mnemonic"],
                row["what"],
                row["flags"],
                tuple(sorted(encodings[row["mnemonic"]], key=lambda one: (one.bytes, one.mode != "#", one.opcode))),
            )
            for row in csv.DictReader(file)
        }


def _encoding(opcode: int, name: str, mode: Mode, size: int) -> Encoding:
    if mode is Mode.IMPLIED and name in ACCUMULATOR:
        return Encoding(opcode, Mode.ACCUMULATOR, "A", 1)
    if mode is Mode.IMMEDIATE:
        wide = name in ACCUMULATOR_IMMEDIATES or name in INDEX_IMMEDIATES
        return Encoding(opcode, mode, "#$12", 2, wide)
    if mode is Mode.MOVE:
        return Encoding(opcode, mode, "$12,$34", 3)
    if name in BRANCHES or name in LONG_BRANCHES:
        return Encoding(opcode, mode, "label", 1 + size)
    return Encoding(opcode, mode, mode.replace("address", f"${'123456'[: 2 * size]}"), 1 + size)


def _size(size: int, is_wide: bool) -> str:
    return f"{size} or {size + 1} bytes" if is_wide else f"{size} byte{'s' * (size != 1)}"
