"""Reads a disassembly of the game in usdasm's form: labels at the margin, `#_0780B2:` before each line, pools of a
routine's tables. Each label's code or data becomes one item. Code for the SPC700 and included binaries become none.

The form of which each routine says `; $038000-$038020` above it (offsets into the image, blocks in braces) is read too.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oracle_lib.generate.sources.assembly import Piece, Text, Users, read_texts, written
from oracle_lib.generate.sources.definitions import Definitions, definition_items, macros, preamble, values
from oracle_lib.items import Item
from oracle_lib.sample import Domain

_PREFIX = re.compile(r"#_([0-9A-Fa-f]{6}):")
_BASED = re.compile(r"#_([0-9A-Fa-f]{4}):")
_PREFIXES = re.compile(r"^([ \t]*)(?:#_[0-9A-Fa-f]{4,6}\w?: ?)+", re.MULTILINE)
_OFFSETS = re.compile(r"^\$(0[0-9A-Fa-f]{5})-\$0[0-9A-Fa-f]{5}\b", re.MULTILINE)
_ENDS_A_PIECE = frozenset(("org", "arch", "incsrc", "pool", "pushpc", "pullpc", "namespace"))
_LONGEST_TABLES = 40


@dataclass
class _Piece(Piece):
    """A label's piece, or the pool of the routines `pools`."""

    pools: tuple[str, ...] = ()


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The routines and tables of the disassembly in `folder`, in the order of its paths and lines, without the address
    prefixes. Names of sublabels are full ones (`Main_loop`), as an assembler has them.
    """
    labels: dict[str, int] = {}
    definitions = Definitions()
    pieces = list[_Piece]()
    for read in read_texts(folder, corpus, (".asm",), ("latin-1",)):
        pieces += _cut(read, definitions.read(read), labels)
    yield from definition_items(definitions, corpus, domain, licence)
    users = Users(pieces)
    tables = {name: piece for piece in pieces for name in piece.pools}
    for piece in pieces:
        facts, text, before = piece.facts, _text(piece), preamble(piece, definitions)
        if not text:
            continue
        context = [*users.of(piece), *macros(piece, definitions)]
        if not piece.pools and (own := tables.get(piece.symbol)) and own.end - own.first <= _LONGEST_TABLES:
            context.append(f"Its tables:\n{_text(own)}")
        yield Item(
            source=piece.source(corpus, licence),
            domain=domain,
            kind="routine" if facts.has_code else "table",
            text=text,
            comment=piece.comment,
            context="\n".join(context),
            preamble=before,
            symbols=values(piece, labels, definitions, before),
            calls=facts.leaves_for,
            accesses=tuple(facts.accesses),
            address=piece.address,
        )


class Vanilla:
    """The lines of a disassembly by the addresses that stand before them."""

    def __init__(self, folder: Path) -> None:
        self._addresses = array("L")
        self._lines: list[tuple[str, str]] = []
        for text in read_texts(folder, folder.name, (".asm",), ("latin-1",)):
            symbol = ""
            for code, line in zip(text.code, text.lines, strict=True):
                if found := _PREFIX.match(code):
                    self._addresses.append(int(found[1], 16))
                    self._lines.append((symbol, line))
                elif code.endswith(":"):
                    symbol = code[:-1].lstrip("#")
                elif code.startswith("pool ") and code != "pool off":
                    symbol = code.split(" ")[1]
        order = sorted(range(len(self._lines)), key=self._addresses.__getitem__)
        self._addresses = array("L", (self._addresses[index] for index in order))
        self._lines = [self._lines[index] for index in order]

    def at(self, address: int, size: int) -> tuple[str, list[str]]:
        """The label before an address, and the lines of the `size` bytes there; no lines where none is known."""
        first = bisect_right(self._addresses, address) - 1
        end = bisect_left(self._addresses, address + size)
        found = self._lines[first:end] if first >= 0 and self._addresses[first] >> 16 == address >> 16 else []
        return (found[0][0] if found else ""), [_PREFIXES.sub("  ", line) for _, line in found]


def _cut(text: Text, definitions: set[int], labels: dict[str, int]) -> Iterator[_Piece]:
    """The pieces of a file but for the lines of `definitions`. Puts the addresses of its labels into `labels`."""
    piece: _Piece | None = None
    pending: list[str] = []
    is_other_processor = False
    for index, code in enumerate(text.code):
        if not code or index in definitions:
            continue
        words = code.split(" ")
        word = words[0].lower()
        if word in _ENDS_A_PIECE:
            if piece and words == ["pool", "off"]:
                piece.end = index + 1
            yield from _finished(piece, labels)
            piece, pending = None, []
            if word == "pool" and words[1:] not in ([], ["off"]):
                piece = _Piece(text, index, index + 1, words[1], pools=tuple(words[1:]))
                piece.facts.parents = [words[1]]
            elif word == "arch":
                is_other_processor = words[1:2] != ["65816"]
        elif not is_other_processor:
            set_here = [label.rstrip(":") for statement in text.statements(index) for label in statement.labels]
            if name := _begins(set_here, anew=piece is None):
                if piece is None or not piece.is_empty:
                    yield from _finished(piece, labels, name)
                    piece, pending = _Piece(text, index, index + 1, name), []
                piece.symbol = name
            if piece:
                known = len(piece.facts.own)
                piece.read(index)
                pending += list(piece.facts.own)[known:]
                if prefix := _PREFIX.search(code):
                    address = int(prefix[1], 16)
                    piece.address = address if piece.address is None else piece.address
                    _place(pending, int(based[1], 16) if (based := _BASED.search(code)) else address, piece, labels)
                    pending = []
    yield from _finished(piece, labels)


def _begins(set_here: list[str], anew: bool) -> str:
    """The label at which a piece begins. One that keeps the scope (`#Name:`) begins none, but where there is none."""
    for label in set_here:
        if label[0] not in "#.+-?" or (anew and label[0] == "#" and not _PREFIX.match(label + ":")):
            return label.lstrip("#")
    return ""


def _finished(piece: _Piece | None, labels: dict[str, int], next_label: str = "") -> Iterator[_Piece]:
    """The piece where it holds code or data of its own. `next_label` is the one that stands right behind it."""
    if piece and not piece.is_empty:
        if piece.address is None and (offset := _OFFSETS.search(piece.text.comment_above(piece.first))):
            piece.address = _in_lorom(int(offset[1], 16))
            _place([piece.symbol], piece.address, piece, labels)
        if piece.facts.has_code and piece.facts.runs_on:
            piece.runs_into = next_label
        yield piece


def _in_lorom(offset: int) -> int:
    """Where a byte of the image lies for the processor."""
    return offset // 0x8000 << 16 | 0x8000 | offset % 0x8000


def _place(names: list[str], address: int, piece: _Piece, labels: dict[str, int]) -> None:
    """Notes the address of labels; those of a pool are labels of each of its routines."""
    for name in names:
        labels.setdefault(name, address)
        for pool in piece.pools[1:]:
            labels.setdefault(pool + name.removeprefix(piece.pools[0]), address)


def _text(piece: Piece) -> str:
    return _PREFIXES.sub(lambda found: found[1] or "  ", written(piece))
