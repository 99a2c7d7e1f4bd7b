"""A routine amid the memory that it runs in: its own text, the pieces of the source that its runs meet, and what may be
cut away from it or put behind it so that it stands alone. Runs nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oracle_lib.generate.mining.callers import ENDS
from oracle_lib.generate.mining.library import NAMES, Library, Piece
from oracle_lib.generate.mining.machine import Reason, SealedRom, Stopped, Surroundings, is_rom
from oracle_lib.generate.mining.text import assembled, first_error, qualified
from oracle_lib.items import Item
from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler import Instruction, Mode
from oracle_lib.verify.assembler.opcodes import BRANCHES

_MOST_LINES, _MOST_PIECES = 120, 32
_SMALL_TABLE, _BESIDE = 0x100, 0x10


class SourceRom(Surroundings):
    """A routine's own bytes, and those of every other piece of the source as soon as one of them is asked for."""

    def __init__(self, library: Library, item: Item, assembly: Assembly) -> None:
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


def routine_of(library: Library, item: Item) -> Routine:
    """The routine of an item at its own address. Raises `Stopped` where there is no such thing."""
    piece = library.piece(item)
    if len(piece.text.splitlines()) > _MOST_LINES:
        raise Stopped(Reason.LONG)
    if len(piece.assembly.listing) < 2:
        raise Stopped(Reason.TRIVIAL)
    symbols = {
        name: value
        for name, value in library.symbols(item).items()
        if name not in piece.assembly.labels and name[0] != "!" and 0 <= value <= 0xFFFFFF
    }
    text = qualified(piece.text, piece.name, symbols)
    for name in set(NAMES.findall(item.preamble)) - set(NAMES.findall(text)):
        symbols.pop(name, None)
    origin = piece.assembly.blocks[0][0]
    assembly = assembled(text, symbols, origin)
    if not assembly.ok or assembly.code != piece.assembly.code:
        raise Stopped(Reason.ASSEMBLY, first_error(assembly))
    return Routine(piece.name, text, origin, symbols, assembly, SourceRom(library, item, assembly))


def continued(library: Library, routine: Routine) -> tuple[str, dict[str, int]]:
    """What stands in for the code right behind a routine that runs on into it: a jump there, and the name it needs;
    nothing for a routine that ends."""
    last, code = routine.assembly.listing[-1], routine.assembly.code
    end = routine.origin + len(code)
    if last.mnemonic in ENDS or last.address + len(last.code) != end or (piece := library.at(end)) is None:
        return "", {}
    if not re.fullmatch(r"[A-Za-z_]\w*", piece.name) or piece.item.address != end:
        return "", {}
    return f"\n    JMP {piece.name}", {piece.name: end}


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
        if one.mnemonic not in ENDS:
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
