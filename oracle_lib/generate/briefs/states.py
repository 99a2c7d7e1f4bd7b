"""The words in which a teacher writes down what a routine is given and leaves: registers, flags and memory.

    A=$12; X=3; C=1; $7E0340=05 00; Rupees+1=FF

Bytes are pairs of hexadecimal digits, the low one first. Names are the source's, which knows where they lie.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from oracle_lib.generate.requests import Unusable
from oracle_lib.verify import AsmCase, Span
from oracle_lib.verify.contract import Flag, Register

K = TypeVar("K")
V = TypeVar("V")

_REGISTERS: dict[str, Register] = {"A": "a", "X": "x", "Y": "y", "D": "d", "DB": "db"}
_FLAGS: dict[str, Flag] = {"C": "c", "Z": "z", "N": "n", "V": "v"}
_STATES = {"0": False, "1": True, "clear": False, "set": True}
_LONGEST_BLOCK = 256
_NUMBER = re.compile(r"\$[0-9A-Fa-f]{1,6}|%[01]{1,16}|[0-9]{1,5}")
_PLACE = re.compile(
    r"(?P<base>\$[0-9A-Fa-f]{1,6}|[A-Za-z_][\w.]*)(?:\s*\+\s*(?P<offset>\$[0-9A-Fa-f]{1,4}|[0-9]{1,4}))?"
)
_BYTES = re.compile(r"\$?[0-9A-Fa-f]{2}(?:[\s,]+\$?[0-9A-Fa-f]{2})*")


@dataclass(frozen=True)
class State:
    """What is in registers, flags and memory, as far as it is said. Addresses are 24-bit, low WRAM in bank $7E."""

    registers: dict[Register, int] = field(default_factory=dict)
    flags: dict[Flag, bool] = field(default_factory=dict)
    memory: dict[int, bytes] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[object, object]]:
        """All that is said, each with what it is said of."""
        return [*self.registers.items(), *self.flags.items(), *self.memory.items()]


def bus(address: int) -> int:
    """The 24-bit address of what a program reaches there: low WRAM by its place in bank $7E."""
    return address | 0x7E0000 if address < 0x2000 else address


def number(text: str) -> int:
    """The value of `$1F`, `%101` or `31`. Raises `Unusable` for anything else."""
    if not _NUMBER.fullmatch(text):
        raise Unusable("a case has a value that is no number")
    return int(text[1:], 16) if text[0] == "$" else int(text[1:], 2) if text[0] == "%" else int(text)


def place(text: str, symbols: Mapping[str, int]) -> int:
    """The 24-bit address of `$0340`, `Rupees` or `Rupees+1`. Raises `Unusable` for a name that the source lacks."""
    found = _PLACE.fullmatch(text)
    if not found:
        raise Unusable("a case or a span has a place that is neither an address nor a name")
    base = found["base"]
    if base[0] != "$" and base not in symbols:
        raise Unusable("a case or a span names a symbol that the source does not give an address")
    value = int(base[1:], 16) if base[0] == "$" else symbols[base]
    address = bus(value + (number(found["offset"]) if found["offset"] else 0))
    if address > 0xFFFFFF:
        raise Unusable("a case or a span lies behind the last address")
    return address


def read_state(text: str, symbols: Mapping[str, int]) -> State:
    """What the words say. Raises `Unusable` where they are none of this notation, or say something twice."""
    state = State()
    for part in filter(None, re.split(r"\s*[;\n]\s*", text.strip())):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise Unusable("a case has a part that is not written as name=value")
        if register := _REGISTERS.get(name):
            _put(state.registers, register, number(value))
        elif flag := _FLAGS.get(name):
            if value.lower() not in _STATES:
                raise Unusable("a case has a flag that is neither set nor clear")
            _put(state.flags, flag, _STATES[value.lower()])
        else:
            _put(state.memory, place(name, symbols), _bytes(value))
    return state


def _put(known: dict[K, V], key: K, value: V) -> None:
    if key in known:
        raise Unusable("a case says something twice")
    known[key] = value


def _bytes(text: str) -> bytes:
    if not _BYTES.fullmatch(text):
        raise Unusable("a case has memory that is not written as pairs of hexadecimal digits")
    held = bytes(int(pair, 16) for pair in re.findall(r"[0-9A-Fa-f]{2}", text))
    if len(held) > _LONGEST_BLOCK:
        raise Unusable("a case has more bytes in one place than are read")
    return held


def read_spans(text: str, symbols: Mapping[str, int]) -> tuple[Span, ...]:
    """The ranges of `$7E0000-$7E000F; Rupees`, the last byte included. Raises `Unusable` for what is none."""
    spans = []
    for part in filter(None, re.split(r"\s*[;,\n]\s*", text.strip())):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        start = place(first, symbols)
        length = (place(last, symbols) if last else start) - start + 1
        if not 0 < length <= 0x8000:
            raise Unusable("a span ends before it begins, or is larger than a bank's half")
        spans.append(Span(address=start, length=length))
    return tuple(spans)


def as_case(before: State, after: State) -> AsmCase:
    """The case of a contract that begins with `before` and ends with `after`."""
    return AsmCase(
        registers=before.registers,
        flags=before.flags,
        memory=before.memory,
        expect_registers=dict(after.registers),
        expect_flags=after.flags,
        expect_memory=dict(after.memory),
    )
