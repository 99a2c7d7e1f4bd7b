"""What surrounds a routine in its source: tables that it reads, routines that it calls, calls of it. Runs nothing."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oracle_lib.generate.mining.layout import is_loose, lay_out
from oracle_lib.generate.mining.machine import Reason, SealedRom, Stopped, Surroundings, is_rom
from oracle_lib.generate.mining.text import assembled, counted_out, first_error, plain, qualified, resolved
from oracle_lib.items import Item
from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES
from oracle_lib.verify.assembler.uses import Uses
from oracle_lib.verify.contract import Flag, Register
from oracle_lib.verify.standins import stand_in

_MOST_LINES, _MOST_PIECES = 120, 32
_SMALL_TABLE, _BESIDE = 0x100, 0x10
_ROOM_A_STATEMENT = 5
"""The most bytes of a statement or of a value in a table."""
_NAMES = re.compile(r"(?<![\w.!$])[A-Za-z_]\w*")
_ORG = re.compile(r"\A\s*org\s+\$[0-9A-F]+\s*(?:;.*)?\n", re.IGNORECASE)
_STAND_IN = "; a stand-in: five times $0FA1 and 29, in A and $0FA1"
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
    """A routine's own bytes, and those of every other piece of the source as soon as one of them is asked for."""

    def __init__(self, library: "Library", item: Item, assembly: Assembly) -> None:
        self.decoded = {}
        self._written: dict[int, Instruction] = {}
        self._library, self._item = library, item
        self._held = {at + n & 0x7FFFFF: byte for at, held in assembly.blocks for n, byte in enumerate(held)}
        self._met: list[Piece] = []
        self._touched: set[int] = set()
        self.missing: set[int] = set()

    def used(self) -> list[tuple[Piece, int, bytes]]:
        """The other pieces that runs have met, each with an address and the bytes from there on: all of it, or of a
        large table what was read and what lies beside it.
        """
        found = []
        for piece in self._met:
            address, held = piece.assembly.blocks[0]
            touched = [place - address for place in self._touched if address <= place < address + len(held)]
            if not touched:
                continue
            if piece.assembly.listing or len(held) <= _SMALL_TABLE:
                found.append((piece, address, held))
            else:
                first, end = max(0, min(touched) - _BESIDE), max(touched) + 1 + _BESIDE
                found.append((piece, address + first, held[first:end]))
        return found

    def extent(self, place: int) -> range:
        piece = self._library.at(place)
        if piece is None:
            return range(0)
        address, held = piece.assembly.blocks[0]
        return range(address, address + len(held))

    def written(self, place: int) -> Instruction | None:
        if place not in self:
            return None
        self._touched.add(place)
        return self._written.get(place)

    def __getitem__(self, place: int) -> int:
        if place in self:
            self._touched.add(place)
            return self._held[place]
        raise KeyError(place)

    def __contains__(self, place: object) -> bool:
        if place in self._held:
            return True
        if not isinstance(place, int) or not is_rom(place) or place in self.missing:
            return False
        piece = self._library.at(place)
        if piece is None or piece.item is self._item:
            self.missing.add(place)
            return False
        self._met.append(piece)
        self._written |= {one.address & 0x7FFFFF: one for one in piece.assembly.listing}
        if len(self._met) > _MOST_PIECES:
            raise Stopped(Reason.NEEDS_MUCH)
        for address, held in piece.assembly.blocks:
            for offset, byte in enumerate(held):
                self._held.setdefault(address + offset, byte)
        return place in self._held

    def __iter__(self) -> Iterator[int]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(frozen=True)
class Routine:
    """A routine as it is run: `text` is laid at `origin` amid `rom` and may use `symbols`."""

    name: str
    text: str
    origin: int
    symbols: Mapping[str, int]
    assembly: Assembly
    rom: Surroundings

    @classmethod
    def sealed(
        cls, name: str, text: str, origin: int, symbols: Mapping[str, int], host: Mapping[int, bytes]
    ) -> "Routine":
        """The routine amid bytes that are all there is. Raises `Stopped` where it does not assemble there."""
        assembly = assembled(text, symbols, origin)
        if not assembly.ok:
            raise Stopped(Reason.ASSEMBLY, first_error(assembly))
        return cls(name, text, origin, symbols, assembly, SealedRom([*host.items(), *assembly.blocks]))


@dataclass
class Library:
    """The items of a source, by name and by address; `layout` says where those of a hack lie that have none."""

    items: Sequence[Item]
    met: dict[int, str] = field(default_factory=dict)
    """The addresses of the pieces that were asked for, and the sha256 of their texts."""

    def __post_init__(self) -> None:
        self._symbols: dict[tuple[str, str], int] = {}
        """By the corpus and the name: a hack may move what the game calls by a name."""
        self._callers: dict[str, list[Item]] = {}
        for item in self.items:
            corpus = item.source.corpus
            self._symbols |= {(corpus, name): value & 0x7FFFFF for name, value in item.symbols.items()}
            for name in dict.fromkeys(item.calls):
                self._callers.setdefault(name, []).append(item)
        self._pieces: dict[_Identity, Piece] = {}
        self._failed: dict[_Identity, Stopped] = {}
        self._asked: set[_Identity] = set()
        hacks = {item.source.corpus for item in self.items if is_loose(item)}
        self._labels = {_identity(item): Uses.of(item.text).own for item in self.items if item.source.corpus in hacks}
        items = [_without_org(item) for item in self.items]
        self._loose = {_identity(item) for item in items if is_loose(item)}
        self._place(lay_out(items, map(_most, items)))
        if self._loose:
            # How long they are is known only now that names have values.
            self._place(lay_out(items, [self._length(item) for item in self.items]))

    def _place(self, items: Sequence[Item]) -> None:
        self.items = items
        self._pieces.clear()
        self._failed.clear()
        placed = [(item.address, item) for item in items if item.address is not None]
        self._placed = [item for _, item in sorted(placed, key=lambda one: one[0])]
        self._addresses = sorted(address for address, _ in placed)
        self._owners = {name: item for item in reversed(items) for name in self._labels.get(_identity(item), ())}

    def _length(self, item: Item) -> int:
        if _identity(item) not in self._loose:
            return _most(item)
        try:
            return len(self._piece(item).assembly.code)
        except Stopped:
            return _most(item)

    def symbols(self, item: Item) -> dict[str, int]:
        """The values of the names in an item's text: as it says itself, and of the labels of the others."""
        found = dict(item.symbols)
        for name in sorted(set(_NAMES.findall(f"{item.preamble}\n{item.text}")) - found.keys()):
            if (place := self._label(name, item)) is not None:
                found[name] = place
        found.pop(item.source.symbol, None)
        return found

    def _label(self, name: str, user: Item) -> int | None:
        """Where another item than the user has its label of this name."""
        owner = self._owners.get(name)
        if owner is None or owner is user:
            return None
        if name == owner.source.symbol:
            return owner.address
        if _identity(owner) in self._asked:  # pieces that need labels of each other have none
            return None
        self._asked.add(_identity(owner))
        try:
            return self._piece(owner).assembly.labels.get(name)
        except Stopped:
            return None
        finally:
            self._asked.discard(_identity(owner))

    @cached_property
    def content(self) -> str:
        """The sha256 of all that is in it."""
        return hashlib.sha256("".join(map(content_of, self.items)).encode()).hexdigest()

    def routine(self, item: Item) -> Routine:
        """The routine of an item at its own address. Raises `Stopped` where there is no such thing."""
        piece = self._piece(item)
        if len(piece.text.splitlines()) > _MOST_LINES:
            raise Stopped(Reason.LONG)
        if len(piece.assembly.listing) < 2:
            raise Stopped(Reason.TRIVIAL)
        symbols = {
            name: value
            for name, value in self.symbols(item).items()
            if name not in piece.assembly.labels and name[0] != "!" and 0 <= value <= 0xFFFFFF
        }
        text = qualified(piece.text, piece.name, symbols)
        for name in set(_NAMES.findall(item.preamble)) - set(_NAMES.findall(text)):
            symbols.pop(name, None)
        origin = piece.assembly.blocks[0][0]
        assembly = assembled(text, symbols, origin)
        if not assembly.ok or assembly.code != piece.assembly.code:
            raise Stopped(Reason.ASSEMBLY, first_error(assembly))
        return Routine(piece.name, text, origin, symbols, assembly, SourceRom(self, item, assembly))

    def _piece(self, item: Item) -> Piece:
        """Raises `Stopped` where its text does not assemble to what stands at its addresses."""
        if (identity := _identity(item)) in self._failed:
            raise self._failed[identity]
        if identity not in self._pieces:
            try:
                self._pieces[identity] = self._assembled(item)
            except Stopped as stopped:
                self._failed[identity] = stopped
                raise
        return self._pieces[identity]

    def _assembled(self, item: Item) -> Piece:
        if item.address is None:
            raise Stopped(Reason.ASSEMBLY, "it lies nowhere")
        symbols = self.symbols(item)
        text = plain(resolved(item, symbols) if item.preamble else item.text)
        assembly = assembled(text, symbols, item.address)
        if not assembly.ok or not assembly.code:
            raise Stopped(Reason.ASSEMBLY, first_error(assembly))
        for name, at in assembly.labels.items() if _identity(item) not in self._loose else ():
            if (said := self._symbols.get((item.source.corpus, name), at & 0x7FFFFF)) != at & 0x7FFFFF:
                raise Stopped(Reason.LENGTH, f"{name} comes to ${at:06X}, not to ${said:06X}")
        return Piece(item, counted_out(text, assembly) if item.preamble else text, assembly)

    def continued(self, routine: Routine) -> tuple[str, dict[str, int]]:
        """What stands in for the code right behind a routine that runs on into it: a jump there, and the name it needs;
        nothing for a routine that ends."""
        last, code = routine.assembly.listing[-1], routine.assembly.code
        end = routine.origin + len(code)
        if last.mnemonic in _ENDS or last.address + len(last.code) != end or (piece := self.at(end)) is None:
            return "", {}
        if not re.fullmatch(r"[A-Za-z_]\w*", piece.name) or piece.item.address != end:
            return "", {}
        return f"\n    JMP {piece.name}", {piece.name: end}

    def at(self, address: int) -> Piece | None:
        """The piece that holds the byte at this address. For the game's random numbers, which come from the screen's
        counters, it is the console's stand-in."""
        place = bisect_right(self._addresses, address & 0x7FFFFF) - 1
        if place < 0:
            return None
        item, random = self._placed[place], stand_in("random")
        if item.address == random.address and item.source.symbol in random.labels:
            return Piece(item, _STAND_IN, Assembly(True, random.code, ((random.address, random.code),)))
        try:
            piece = self._piece(item)
        except Stopped:
            return None
        assert item.address is not None
        self.met[item.address] = content_of(item)
        holds = any(first <= address & 0x7FFFFF < first + len(held) for first, held in piece.assembly.blocks)
        return piece if holds else None

    def results(self, name: str) -> frozenset[Result] | None:
        """What callers use of what the routine leaves behind; None where nobody calls it by its name."""
        if not (callers := self._callers.get(name)):
            return None
        used: set[Result] = set()
        for caller in callers:
            used |= used_after_calls(plain(caller.text), name)
        return frozenset(used)


_Identity = tuple[str, str, int]


def _identity(item: Item) -> _Identity:
    return item.source.corpus, item.source.path, item.source.line


def _without_org(item: Item) -> Item:
    """The item without the `org` of its address, which may name a mirror of it."""
    text = _ORG.sub("", item.text, count=1)
    return item if item.address is None or not text else item.model_copy(update={"text": text})


def content_of(item: Item) -> str:
    """The sha256 of what an item says, its preamble included."""
    return hashlib.sha256(f"{item.preamble}\n{item.text}".encode()).hexdigest()


def _most(item: Item) -> int:
    """The most bytes that an item may take."""
    return _ROOM_A_STATEMENT * (item.text.count("\n") + item.text.count(" : ") + item.text.count(",") + 1)


def unreachable(routine: Routine) -> set[int]:
    """The addresses of instructions that nothing leads to from its entry, as those of a second entry; none where it
    jumps through pointers, or calls what might find pointers behind the call."""
    code = {one.address: one for one in routine.assembly.listing}
    waiting, reached = [routine.origin], set[int]()
    while waiting:
        at = waiting.pop()
        if at in reached or at not in code:
            continue
        reached.add(at)
        one = code[at]
        following, operand = at + len(one.code), int.from_bytes(one.code[1:], "little", signed=True)
        if one.mnemonic in BRANCHES or one.mnemonic == "BRL":
            waiting.append(following + operand)
        elif one.mnemonic in ("JMP", "JML", "JSR", "JSL"):
            if one.mode is not Mode.DIRECT or (one.mnemonic[:2] == "JS" and following not in code):
                return set()
            size = 8 * (len(one.code) - 1)
            waiting.append((at & 0xFF0000 if size == 16 else 0) | operand & (1 << size) - 1)
        if one.mnemonic not in _ENDS:
            waiting.append(following)
    return code.keys() - reached


def without(text: str, assembly: Assembly, addresses: set[int]) -> str:
    """The text without the lines of these instructions, and without the entries among them."""
    lines = {one.line for one in assembly.listing if one.address in addresses}
    kept = [line for number, line in enumerate(text.splitlines(), 1) if number not in lines]
    return "\n".join(line for line in kept if not line.startswith("#"))


def room(routine: Routine, host: Mapping[int, bytes]) -> Iterator[int]:
    """Where in its bank an answer may lie that is longer than the original: at its own address, near it, elsewhere."""
    length, own = len(routine.assembly.code), routine.origin
    needed, bank = max(2 * length, length + 0x80), own & 0xFF0000
    taken = [(address & 0x7FFFFF, len(held)) for address, held in host.items()]
    near = range(own - 0x78, own + 0x78, 8)
    for first in (own, *near, *range(bank | 0x8000, bank + 0xFF00 - needed, 0x40)):
        inside = bank | 0x8000 <= first and first + needed <= bank + 0xFF00
        if inside and all(at >= first + needed or at + size <= first for at, size in taken):
            yield first


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
_ENDS = ("JMP", "JML", "RTS", "RTL", "RTI", "BRA", "BRL")
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
            if mnemonic in (*_ENDS, "JSR", "JSL"):
                break
            done |= set(_SETS.get(mnemonic, ()))
    return used
