"""The 65816's opcodes by addressing mode and operand width, and how asar reads statements and operands."""

import re
from typing import NamedTuple

from oracle_lib.verify.assembler.labels import is_definition
from oracle_lib.verify.assembler.model import Mode, syntax
from oracle_lib.verify.assembler.text import is_balanced, quotes_match, remembered, split, split_arguments, words

_EIGHT = {"ORA": 0x00, "AND": 0x20, "EOR": 0x40, "ADC": 0x60, "STA": 0x80, "LDA": 0xA0, "CMP": 0xC0, "SBC": 0xE0}
_INDEXED = {"ASL": 0x00, "BIT": 0x1E, "ROL": 0x20, "LSR": 0x40, "ROR": 0x60, "LDY": 0x9E, "DEC": 0xC0, "INC": 0xE0}

IMPLIED = {
    "PHP": 0x08, "ASL": 0x0A, "PHD": 0x0B, "CLC": 0x18, "INC": 0x1A, "TCS": 0x1B, "PLP": 0x28, "ROL": 0x2A, "PLD": 0x2B,
    "SEC": 0x38, "DEC": 0x3A, "TSC": 0x3B, "RTI": 0x40, "PHA": 0x48, "LSR": 0x4A, "PHK": 0x4B, "CLI": 0x58, "PHY": 0x5A,
    "TCD": 0x5B, "RTS": 0x60, "PLA": 0x68, "ROR": 0x6A, "RTL": 0x6B, "SEI": 0x78, "PLY": 0x7A, "TDC": 0x7B, "DEY": 0x88,
    "TXA": 0x8A, "PHB": 0x8B, "TYA": 0x98, "TXS": 0x9A, "TXY": 0x9B, "TAY": 0xA8, "TAX": 0xAA, "PLB": 0xAB, "CLV": 0xB8,
    "TSX": 0xBA, "TYX": 0xBB, "INY": 0xC8, "DEX": 0xCA, "WAI": 0xCB, "CLD": 0xD8, "PHX": 0xDA, "STP": 0xDB, "INX": 0xE8,
    "NOP": 0xEA, "XBA": 0xEB, "SED": 0xF8, "PLX": 0xFA, "XCE": 0xFB,
}  # fmt: skip
SIGNATURES = {"BRK": 0x00, "COP": 0x02, "WDM": 0x42}
ACCUMULATOR = {"ASL": 0x0A, "ROL": 0x2A, "LSR": 0x4A, "ROR": 0x6A, "DEC": 0x3A, "INC": 0x1A}
REPEATED = frozenset((*ACCUMULATOR, "INX", "DEX", "INY", "DEY", "NOP"))
"""`INX #3` is three INX in asar."""
ACCUMULATOR_IMMEDIATES = {"BIT": 0x89, **{name: 0x09 + row for name, row in _EIGHT.items() if name != "STA"}}
INDEX_IMMEDIATES = {"CPX": 0xE0, "CPY": 0xC0, "LDX": 0xA2, "LDY": 0xA0}
BRANCHES = {
    "BPL": 0x10, "BMI": 0x30, "BVC": 0x50, "BVS": 0x70, "BRA": 0x80, "BCC": 0x90, "BCS": 0xB0, "BNE": 0xD0, "BEQ": 0xF0,
}  # fmt: skip
LONG_BRANCHES = {"BRL": 0x82, "PER": 0x62}
MOVES = {"MVN": 0x54, "MVP": 0x44}
ALONE = {name: bytes((code,)) for name, code in IMPLIED.items()}
ALONE |= {name: bytes((code, 0)) for name, code in SIGNATURES.items()}
"""The bytes of an instruction without an operand; a signature that is not written is 0."""


def _column(rows: dict[str, int], columns: dict[int, int]) -> dict[str, dict[int, int]]:
    return {name: {size: row + offset for size, offset in columns.items()} for name, row in rows.items()}


FORMS: dict[Mode, dict[str, dict[int, int]]] = {
    Mode.IMMEDIATE: {
        **{name: {1: code, 2: code} for name, code in (ACCUMULATOR_IMMEDIATES | INDEX_IMMEDIATES).items()},
        **{name: {1: code} for name, code in (SIGNATURES | {"REP": 0xC2, "SEP": 0xE2}).items()},
    },
    Mode.STACK_Y: _column(_EIGHT, {1: 0x13}),
    Mode.LONG_Y: _column(_EIGHT, {1: 0x17}),
    Mode.INDIRECT_Y: _column(_EIGHT, {1: 0x11}),
    Mode.STACK: _column(_EIGHT, {1: 0x03}),
    Mode.LONG: {**_column(_EIGHT, {1: 0x07}), "JMP": {2: 0xDC}, "JML": {2: 0xDC}},
    Mode.INDIRECT_X: {**_column(_EIGHT, {1: 0x01}), "JMP": {2: 0x7C}, "JSR": {2: 0xFC}},
    Mode.INDIRECT: {**_column(_EIGHT, {1: 0x12}), "PEI": {1: 0xD4}, "JMP": {2: 0x6C}},
    Mode.X: {
        **_column(_EIGHT, {1: 0x15, 2: 0x1D, 3: 0x1F}),
        **_column(_INDEXED, {1: 0x16, 2: 0x1E}),
        "STZ": {1: 0x74, 2: 0x9E},
        "STY": {1: 0x94},
    },
    Mode.Y: {**_column(_EIGHT, {2: 0x19}), "LDX": {1: 0xB6, 2: 0xBE}, "STX": {1: 0x96}},
    Mode.DIRECT: {
        **_column(_EIGHT, {1: 0x05, 2: 0x0D, 3: 0x0F}),
        **_column(_INDEXED, {1: 0x06, 2: 0x0E}),
        **_column(
            {"TSB": 0, "TRB": 0x10, "STY": 0x80, "STX": 0x82, "LDX": 0xA2, "CPY": 0xC0, "CPX": 0xE0}, {1: 4, 2: 12}
        ),
        "STZ": {1: 0x64, 2: 0x9C},
        **{name: {2: code} for name, code in (MOVES | {"JMP": 0x4C, "JSR": 0x20, "PEA": 0xF4}).items()},
        **{name: {3: code} for name, code in {"JML": 0x5C, "JSL": 0x22}.items()},
    },
}
"""The opcode of a mnemonic in an addressing mode by the bytes of its operand."""
MNEMONICS = frozenset(IMPLIED).union(SIGNATURES, BRANCHES, LONG_BRANCHES, *FORMS.values())


def _decoded() -> dict[int, tuple[str, Mode, int]]:
    found = {code: (name, Mode.IMPLIED, 0) for name, code in IMPLIED.items()}
    found |= {code: (name, Mode.DIRECT, 1) for name, code in BRANCHES.items()}
    found |= {code: (name, Mode.DIRECT, 2) for name, code in LONG_BRANCHES.items()}
    found |= {code: (name, Mode.MOVE, 2) for name, code in MOVES.items()}
    found |= {code: (name, Mode.IMMEDIATE, 1) for name, code in SIGNATURES.items()}
    for mode, rows in FORMS.items():
        for name, sizes in rows.items():
            for size, code in sizes.items():
                if name not in MOVES and code not in found:
                    found[code] = (name, mode, size)
    return found


DECODED = _decoded()
"""Mnemonic, mode and bytes of the operand, by the opcode; an immediate's are one or two, as a flag decides."""
_WIDTHS = {"b": 1, "w": 2, "l": 3, "d": 4}
_WRAPPED = (
    ("#", "", Mode.IMMEDIATE),
    ("(", ",s),y", Mode.STACK_Y),
    ("[", "],y", Mode.LONG_Y),
    ("(", "),y", Mode.INDIRECT_Y),
    ("", ",s", Mode.STACK),
    ("[", "]", Mode.LONG),
    ("(", ",x)", Mode.INDIRECT_X),
    ("(", ")", Mode.INDIRECT),
    ("", ",x", Mode.X),
    ("", ",y", Mode.Y),
)
"""Prefix and suffix of each mode, in the order in which asar tries them."""
_COLON = re.compile(" :(?= )")


class Operation(NamedTuple):
    """An instruction as written: `width` is 1, 2 or 3 where a suffix gives it, `text` the operand without dressing."""

    mnemonic: str
    width: int | None
    mode: Mode
    text: str


def read_operation(mnemonic: str, operand: str | None = None) -> Operation | None:
    """Take an instruction apart, or None where the word is no mnemonic (`rep 3` is a directive). An unknown suffix
    gives width 0."""
    name, dot, suffix = mnemonic.upper().partition(".")
    repeats = name == "REP" and not (operand and operand.startswith("#"))
    if name not in MNEMONICS or len(suffix) != len(dot) or repeats:
        return None
    size = _WIDTHS.get(suffix.lower(), 0) if dot else None
    if operand is None:
        return Operation(name, size, Mode.IMPLIED, "")
    if operand in ("A", "a") and name in ACCUMULATOR and size is None:
        return Operation(name, size, Mode.ACCUMULATOR, operand)
    low = operand.lower()
    for left, right, mode in _WRAPPED:
        if low.endswith(right) and operand.startswith(left) and len(operand) >= len(left) + len(right):
            inner = operand[len(left) : len(operand) - len(right)]
            if mode is not Mode.INDIRECT or is_balanced(inner):
                return Operation(name, size, mode, inner)
    if name in MOVES and is_balanced(operand) and len(split_arguments(operand)) == 2:
        return Operation(name, size, Mode.MOVE, operand)
    return Operation(name, size, Mode.DIRECT, operand)


class Statement(NamedTuple):
    """A statement cut into words: the labels before it, the rest, and the instruction that the rest may be."""

    text: str
    words: tuple[str, ...]
    labels: tuple[str, ...]
    rest: tuple[str, ...]
    operation: Operation | None


@remembered
def read_line(line: str) -> tuple[Statement, ...]:
    """The statements of a line whose defines are resolved. An @ before one means nothing."""
    if not quotes_match(line):
        raise syntax("mismatched quotes", "")
    parts = [part.strip(" ") for part in split(line, _COLON)] if ":" in line else [line]
    return tuple(map(read_statement, parts))


def read_statement(text: str) -> Statement:
    every = words(text[1:].lstrip(" ") if text.startswith("@") else text)
    count = 0
    while count < len(every) and every[count + 1 : count + 2] != ("=",) and is_definition(every[count]):
        count += 1
    rest = every[count:]
    operation = read_operation(*rest) if 1 <= len(rest) <= 2 else None
    return Statement(text, every, every[:count], rest, operation)
