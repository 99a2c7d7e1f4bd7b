"""The pieces of a source by name and by address: where each lies, and what it assembles to. Runs nothing."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from oracle_lib.generate.mining.callers import Result, used_after_calls
from oracle_lib.generate.mining.layout import is_loose, lay_out
from oracle_lib.generate.mining.machine import Reason, Stopped
from oracle_lib.generate.mining.text import assembled, counted_out, first_error, plain, resolved
from oracle_lib.items import Item
from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler.uses import Uses
from oracle_lib.verify.standins import stand_in

_ROOM_A_STATEMENT = 5
"""The most bytes of a statement or of a value in a table."""
NAMES = re.compile(r"(?<![\w.!$])[A-Za-z_]\w*")
"""What may be a label in a text, or a constant."""
_ORG = re.compile(r"\A\s*org\s+\$[0-9A-F]+\s*(?:;.*)?\n", re.IGNORECASE)
_STAND_IN = "; a stand-in: five times $0FA1 and 29, in A and $0FA1"


@dataclass(frozen=True)
class Piece:
    """An item as it lies in memory: its text without addresses, and what that assembles to."""

    item: Item
    text: str
    assembly: Assembly

    @property
    def name(self) -> str:
        return self.item.source.symbol


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
            return len(self.piece(item).assembly.code)
        except Stopped:
            return _most(item)

    def symbols(self, item: Item) -> dict[str, int]:
        """The values of the names in an item's text: as it says itself, and of the labels of the others."""
        found = dict(item.symbols)
        for name in sorted(set(NAMES.findall(f"{item.preamble}\n{item.text}")) - found.keys()):
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
            return self.piece(owner).assembly.labels.get(name)
        except Stopped:
            return None
        finally:
            self._asked.discard(_identity(owner))

    @cached_property
    def content(self) -> str:
        """The sha256 of all that is in it."""
        return hashlib.sha256("".join(map(content_of, self.items)).encode()).hexdigest()

    def piece(self, item: Item) -> Piece:
        """An item as it lies in memory. Raises `Stopped` where its text does not assemble to what stands at its
        addresses.
        """
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
            piece = self.piece(item)
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
