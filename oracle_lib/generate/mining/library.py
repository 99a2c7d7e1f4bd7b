"""What surrounds a routine in its source: tables that it reads, routines that it calls, calls of it. Runs nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from oracle_lib.generate.mining.machine import Reason, Stopped, Surroundings, is_rom
from oracle_lib.generate.sources import Item
from oracle_lib.verify import Assembly, assemble
from oracle_lib.verify.assembler import Limits
from oracle_lib.verify.contract import Flag, Register

_PREFIX = re.compile(r"^#_([0-9A-Fa-f]{6}):[ \t]*", re.MULTILINE)
"""usdasm's address before each instruction."""
_RULE = re.compile(r"^\s*;[-=\s]*$")
_LABEL = re.compile(r"^[A-Za-z_]\w*:?$|^[A-Za-z_]\w*:(?=\s)")
_MOST_LINES, _MOST_HELPERS, _MOST_HELPER_LINES, _MOST_TABLE_BYTES = 120, 16, 160, 0x1000
_FREE = 0x208000
"""Where a routine without an address is laid: the first bank behind the game's own megabyte."""
_LIMITS = Limits(source=100_000, statements=20_000, expansion=400_000, output=0x8000)
Result = Register | Flag | int
"""What a routine gives its caller: a register, a flag, or a byte of scratch memory."""


@dataclass(frozen=True)
class Piece:
    """An item as it lies in memory: its text without addresses, and what that assembles to."""

    item: Item
    text: str
    assembly: Assembly

    @property
    def name(self) -> str:
        return self.item.source.symbol


class SourceRom(Surroundings):
    """The bytes of ROM that a routine's runs may meet, by their addresses below $800000: its own, and of every other
    piece of the source as soon as one of them is asked for. `helpers` are the pieces that were.
    """

    def __init__(self, library: "Library", item: Item, assembly: Assembly, helpers: Sequence[Piece] = ()) -> None:
        self._library, self._item = library, item
        self._held = {at + n & 0x7FFFFF: byte for at, held in assembly.blocks for n, byte in enumerate(held)}
        self._missing: set[int] = set()
        self.helpers: list[Piece] = []
        for piece in helpers:
            self._add(piece)

    @property
    def host(self) -> dict[int, bytes]:
        """What of it is not the routine's own."""
        return {address: held for one in self.helpers for address, held in one.assembly.blocks}

    def __getitem__(self, place: int) -> int:
        if place in self:
            return self._held[place]
        raise KeyError(place)

    def __contains__(self, place: object) -> bool:
        if place in self._held:
            return True
        if not isinstance(place, int) or not is_rom(place) or place in self._missing:
            return False
        piece = self._library.at(place)
        if piece is None or piece.item is self._item:
            self._missing.add(place)
            return False
        self._add(piece)
        return place in self._held

    def extent(self, place: int) -> range:
        piece = self._library.at(place)
        if piece is None:
            return range(0)
        address, held = piece.assembly.blocks[0]
        return range(address, address + len(held))

    def __iter__(self) -> Iterator[int]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def _add(self, piece: Piece) -> None:
        self.helpers.append(piece)
        lines = sum(len(one.text.splitlines()) for one in self.helpers if one.assembly.listing)
        tables = sum(len(one.assembly.code) for one in self.helpers if not one.assembly.listing)
        if len(self.helpers) > _MOST_HELPERS or lines > _MOST_HELPER_LINES or tables > _MOST_TABLE_BYTES:
            raise Stopped(Reason.CALLS_MUCH)
        for address, held in piece.assembly.blocks:
            for offset, byte in enumerate(held):
                self._held.setdefault(address + offset & 0x7FFFFF, byte)


@dataclass(frozen=True)
class Routine:
    """A routine as it is run: `text` is laid at `origin` amid `rom` and may use `symbols`. `results` are what callers
    use of what it leaves behind; None where nobody calls it by its name.
    """

    item: Item
    name: str
    text: str
    origin: int
    symbols: Mapping[str, int]
    assembly: Assembly
    rom: SourceRom
    results: frozenset[Result] | None


@dataclass
class Library:
    """The items of a source, by name and by address."""

    items: Sequence[Item]
    _pieces: dict[int, Piece | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._placed = sorted((item for item in self.items if item.address is not None), key=lambda item: item.address)
        self._addresses = [item.address for item in self._placed]
        self._callers: dict[str, list[Item]] = {}
        for item in self.items:
            for name in dict.fromkeys(item.calls):
                self._callers.setdefault(name, []).append(item)

    def routines(self) -> Iterator[Item]:
        return (item for item in self.items if item.kind == "routine")

    def routine(self, item: Item) -> Routine:
        """The routine of an item at its own address. Raises `Stopped` where there is no such thing."""
        piece = self._piece(item)
        if len(piece.text.splitlines()) > _MOST_LINES:
            raise Stopped(Reason.LONG)
        if len(piece.assembly.listing) < 2:
            raise Stopped(Reason.TRIVIAL)
        symbols = {name: value for name, value in item.symbols.items() if name not in piece.assembly.labels}
        text = qualified(piece.text, piece.name, symbols)
        origin = piece.assembly.blocks[0][0]
        assembly = _assembled(text, symbols, origin)
        if not assembly.ok or assembly.code != piece.assembly.code:
            raise Stopped(Reason.ASSEMBLY, _first_error(assembly))
        rom = SourceRom(self, item, assembly)
        return Routine(item, piece.name, text, origin, symbols, assembly, rom, self._results(piece.name))

    def moved(self, routine: Routine) -> Routine:
        """The routine where a longer answer has room beside what it needs: at its own address, or elsewhere in its
        bank. Raises `Stopped` where there is none."""
        origin = _room(routine)
        if origin == routine.origin:
            return routine
        assembly = _assembled(routine.text, routine.symbols, origin)
        if not assembly.ok or len(assembly.code) != len(routine.assembly.code):
            raise Stopped(Reason.ASSEMBLY, _first_error(assembly))
        rom = SourceRom(self, routine.item, assembly, routine.rom.helpers)
        return replace(routine, origin=origin, assembly=assembly, rom=rom)

    def _piece(self, item: Item) -> Piece:
        """Raises `Stopped` where its text does not assemble to what stands at its addresses."""
        if (address := item.address) not in self._pieces or address is None:
            text = plain(item.text)
            raw = item.text if _PREFIX.search(item.text) else text
            assembly = _assembled(raw, item.symbols, _FREE if address is None else address)
            if assembly.ok:
                for digits in _PREFIX.findall(item.text):
                    if assembly.labels.get(f"_{digits}") != int(digits, 16):
                        raise Stopped(Reason.LENGTH, f"at ${digits}")
            if not assembly.ok or not assembly.code:
                raise Stopped(Reason.ASSEMBLY, _first_error(assembly))
            own = {name: at for name, at in assembly.labels.items() if not re.fullmatch(r"_[0-9A-Fa-f]{6}", name)}
            piece = Piece(item, text, replace(assembly, labels=own))
            if address is None:
                return piece
            self._pieces[address] = piece
        found = self._pieces[address]
        assert found is not None
        return found

    def at(self, address: int) -> Piece | None:
        """The piece that holds the byte at this address."""
        place = bisect_right(self._addresses, address & 0x7FFFFF) - 1
        if place < 0:
            return None
        try:
            piece = self._piece(self._placed[place])
        except Stopped:
            return None
        holds = any(first <= address & 0x7FFFFF < first + len(held) for first, held in piece.assembly.blocks)
        return piece if holds else None

    def _results(self, name: str) -> frozenset[Result] | None:
        """What callers use of what the routine leaves behind; None where nobody calls it by its name."""
        if not (callers := self._callers.get(name)):
            return None
        used: set[Result] = set()
        for caller in callers:
            used |= used_after_calls(plain(caller.text), name)
        return frozenset(used)


def plain(text: str) -> str:
    """A text as this project prints assembly: no addresses before the instructions, one statement a line."""
    lines = []
    for line in _PREFIX.sub("    ", text).splitlines():
        code, mark, comment = line.partition(";")
        if not code.strip():
            continue
        statements = [part.strip() for part in re.split(r"\s:\s", code.strip())]
        for place, statement in enumerate(statements):
            margin = "" if _LABEL.match(statement) or statement.startswith((".", "pool ")) else "    "
            if margin and re.match(r"[a-z]{3}(\.[bwl])?(\s|$)", statement):
                statement = statement[:3].upper() + statement[3:]
            said = f" ; {comment.strip()}" if mark and comment.strip() and place == len(statements) - 1 else ""
            lines.append(f"{margin}{statement}{said}")
    return "\n".join(lines)


def qualified(text: str, name: str, symbols: Mapping[str, int]) -> str:
    """The text with the full names of sublabels that stand elsewhere, as in a table's own pool."""
    own = set(re.findall(r"^\.(\w+)", text, re.MULTILINE))

    def full(found: re.Match[str]) -> str:
        outside = found[1] not in own and f"{name}_{found[1]}" in symbols
        return f"{name}_{found[1]}" if outside else found[0]

    lines = []
    for line in text.splitlines():
        code, mark, comment = line.partition(";")
        lines.append((re.sub(r"(?<![\w.$])\.(\w+)", full, code) if line.startswith(" ") else code) + mark + comment)
    return "\n".join(lines)


def _assembled(text: str, symbols: Mapping[str, int], origin: int) -> Assembly:
    known = {name: value for name, value in symbols.items() if 0 <= value <= 0xFFFFFF}
    assembly = assemble(text, known, origin, backend="own", pool=True, limits=_LIMITS)
    return replace(assembly, ok=assembly.ok and len(assembly.blocks) == 1)


def _first_error(assembly: Assembly) -> str:
    errors = [str(one.message) for one in assembly.diagnostics if one.severity == "error"]
    return errors[0] if errors else "it is not one piece of code"


def _room(routine: Routine) -> int:
    length, own, host = len(routine.assembly.code), routine.origin, routine.rom.host
    needed = max(2 * length, length + 0x80)
    for first in (own, *range(own & 0xFF0000 | 0x8000, (own & 0xFF0000) + 0xFF00 - needed, 0x40)):
        end = first + needed
        if end > (first & 0xFF0000) + 0xFF00:
            continue
        if all(address >= end or address + len(held) <= first for address, held in host.items()):
            return first
    raise Stopped(Reason.CALLS_MUCH, "its bank is full")


_USES: dict[str, tuple[Result, ...]] = {
    **dict.fromkeys(("STA", "PHA", "TAX", "TAY", "CMP", "AND", "ORA", "EOR", "BIT", "ASL", "LSR", "XBA"), ("a",)),
    **dict.fromkeys(("ADC", "SBC"), ("a", "c")),
    **dict.fromkeys(("ROL", "ROR"), ("c",)),
    **dict.fromkeys(("STX", "TXA", "TXY", "CPX", "INX", "DEX"), ("x",)),
    **dict.fromkeys(("STY", "TYA", "TYX", "CPY", "INY", "DEY"), ("y",)),
    **dict.fromkeys(("BCC", "BCS"), ("c",)),
    **dict.fromkeys(("BEQ", "BNE"), ("z",)),
    **dict.fromkeys(("BMI", "BPL"), ("n",)),
    **dict.fromkeys(("BVC", "BVS"), ("v",)),
}
_SETS: dict[str, tuple[Result, ...]] = {
    **dict.fromkeys(("LDA", "PLA", "TXA", "TYA", "TDC"), ("a", "n", "z")),
    **dict.fromkeys(("LDX", "PLX", "TAX", "TYX"), ("x", "n", "z")),
    **dict.fromkeys(("LDY", "PLY", "TAY", "TXY"), ("y", "n", "z")),
    **dict.fromkeys(("CMP", "CPX", "CPY", "ASL", "LSR", "ROL", "ROR"), ("n", "z", "c")),
    **dict.fromkeys(("ADC", "SBC"), ("a", "n", "z", "c", "v")),
    **dict.fromkeys(("AND", "ORA", "EOR"), ("a", "n", "z")),
    **dict.fromkeys(("INX", "DEX", "INY", "DEY", "INC", "DEC", "BIT", "TSB", "TRB", "XBA"), ("n", "z")),
    **dict.fromkeys(("CLC", "SEC"), ("c",)),
}
_ENDS = ("JMP", "JML", "RTS", "RTL", "RTI", "JSR", "JSL", "BRA", "BRL")
_LOOKS = 12
"""How many instructions after a call are looked at."""


def used_after_calls(text: str, name: str) -> set[Result]:
    """The registers, flags and scratch bytes that code reads after calling a routine, before it sets them, as far as it
    goes straight on."""
    used: set[Result] = set()
    lines = [line.partition(";")[0].strip() for line in text.splitlines()]
    for place, line in enumerate(lines):
        if not re.fullmatch(rf"JS[RL](\.[wl])?\s+{re.escape(name)}", line):
            continue
        done: set[Result] = set()
        for following in lines[place + 1 : place + 1 + _LOOKS]:
            found = re.match(r"([A-Z]{3})(?:\.[bwl])?\s*(.*)", following)
            if not found:
                continue
            mnemonic, operand = found[1], found[2]
            uses = set(_USES.get(mnemonic, ()))
            if index := re.search(r",\s*([XY])$", operand, re.IGNORECASE):
                uses.add("x" if index[1].upper() == "X" else "y")
            if scratch := re.match(r"[\[(]?\$(?:00)?(0[0-9A-F])\b", operand):
                at = 0x7E0000 | int(scratch[1], 16)
                uses |= {at, at + 1} if mnemonic not in ("STA", "STZ", "STX", "STY") else set()
                done |= {at} if mnemonic in ("STA", "STZ", "STX", "STY") else set()
            used |= uses - done
            if mnemonic in _ENDS:
                break
            done |= set(_SETS.get(mnemonic, ()))
    return used
