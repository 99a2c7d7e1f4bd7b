"""Reads a disassembly of the game in usdasm's form: labels at the margin, `#_0780B2:` before each line, pools of a
routine's tables. Each label's code or data becomes one item. Code for the SPC700 and included binaries become none.

The form of which each routine says `; $038000-$038020` above it (offsets into the image, blocks in braces) is read too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from oracle_lib.generate.sources import Item
from oracle_lib.generate.sources.assembly import Facts, Text, read_texts, some, written
from oracle_lib.sample import Domain, Source

_PREFIX = re.compile(r"#_([0-9A-Fa-f]{6}):")
_BASED = re.compile(r"#_([0-9A-Fa-f]{4}):")
_PREFIXES = re.compile(r"^(\s*)(?:#_[0-9A-Fa-f]{4,6}\w?: ?)+")
_OFFSETS = re.compile(r"^\$(0[0-9A-Fa-f]{5})-\$0[0-9A-Fa-f]{5}\b", re.MULTILINE)
_CONSTANT = re.compile(r"(\w+) = \$([0-9A-Fa-f]{1,6})")
_ENDS_A_PIECE = frozenset(("org", "arch", "incsrc", "macro", "endmacro", "pushpc", "pullpc", "namespace"))
_LONGEST_TABLES = 40


@dataclass
class _Piece:
    """What belongs to one label, or to a pool of the routines `pools`: the lines from `first` to `end`."""

    text: Text
    first: int
    end: int
    symbol: str
    pools: tuple[str, ...] = ()
    address: int | None = None
    runs_into: str = ""
    facts: Facts = field(default_factory=Facts)


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The routines and tables of the disassembly in `folder`, in the order of its paths and lines, without the address
    prefixes. Names of sublabels are full ones (`Main_loop`), as an assembler has them.
    """
    symbols: dict[str, int] = {}
    pieces = [piece for text in read_texts(folder, corpus, (".asm",), ("latin-1",)) for piece in _cut(text, symbols)]
    callers, pointers = _users(pieces)
    tables = {name: piece for piece in pieces for name in piece.pools}
    for piece in pieces:
        facts = piece.facts
        yield Item(
            source=Source(
                corpus=corpus, path=piece.text.path, line=piece.first + 1, symbol=piece.symbol, licence=licence
            ),
            domain=domain,
            kind="routine" if facts.has_code else "table",
            text=_text(piece),
            comment=_comment(piece),
            context="\n".join(_context(piece, callers, pointers, None if piece.pools else tables.get(piece.symbol))),
            symbols={name: symbols[name] for name in facts.names if name in symbols and name not in facts.own},
            calls=facts.leaves_for,
            accesses=tuple(facts.accesses),
            address=piece.address,
        )


def _cut(text: Text, symbols: dict[str, int]) -> Iterator[_Piece]:
    """The pieces of a file. Puts the values of its labels and constants into `symbols`."""
    piece: _Piece | None = None
    pending: list[str] = []
    is_other_processor = False
    for index, code in enumerate(text.code):
        words = code.split(" ", 3)
        word = words[0].lower()
        if constant := _CONSTANT.fullmatch(code):
            symbols.setdefault(constant[1], int(constant[2], 16))
        elif word in _ENDS_A_PIECE or word == "pool":
            if piece and word == "pool" and words[1:] == ["off"]:
                piece.end = index + 1
            yield from _finished(piece, symbols)
            piece, pending = None, []
            if word == "pool" and words[1:] != ["off"]:
                pools = tuple(code.split(" ")[1:])
                piece = _Piece(text, index, index + 1, pools[0] if pools else "", pools)
                piece.facts.parents = list(pools[:1])
            elif word == "arch":
                is_other_processor = words[1:2] != ["65816"]
        elif code and not is_other_processor:
            statements = text.statements(index)
            labels = [label.rstrip(":") for statement in statements for label in statement.labels]
            if name := _begins(labels, anew=piece is None):
                if piece is None or piece.facts.has_code or piece.facts.has_data:
                    yield from _finished(piece, symbols, name)
                    piece, pending = _Piece(text, index, index + 1, name), []
                piece.symbol = name
            if piece:
                known = len(piece.facts.own)
                for statement in statements:
                    piece.facts.add(statement)
                pending += list(piece.facts.own)[known:]
                piece.end = index + 1
                if prefix := _PREFIX.search(code):
                    address = int(prefix[1], 16)
                    piece.address = address if piece.address is None else piece.address
                    _set(symbols, pending, piece, int(based[1], 16) if (based := _BASED.search(code)) else address)
                    pending = []
    yield from _finished(piece, symbols)


def _begins(labels: list[str], anew: bool) -> str:
    """The label at which a piece begins. One that keeps the scope (`#Name:`) begins none, but where there is none."""
    for label in labels:
        if label[0] not in "#.+-?" or (anew and label[0] == "#" and not _PREFIX.match(label + ":")):
            return label.lstrip("#")
    return ""


def _finished(piece: _Piece | None, symbols: dict[str, int], next_label: str = "") -> Iterator[_Piece]:
    """The piece where it holds code or data of its own. `next_label` is the one that stands right behind it."""
    if piece and (piece.facts.has_code or piece.facts.has_data):
        if piece.address is None and (offset := _OFFSETS.search(piece.text.comment_above(piece.first))):
            piece.address = _in_lorom(int(offset[1], 16))
            _set(symbols, [piece.symbol], piece, piece.address)
        if piece.facts.has_code and piece.facts.runs_on:
            piece.runs_into = next_label
        yield piece


def _in_lorom(offset: int) -> int:
    """Where a byte of the image lies for the processor."""
    return offset // 0x8000 << 16 | 0x8000 | offset % 0x8000


def _set(symbols: dict[str, int], labels: list[str], piece: _Piece, value: int) -> None:
    for label in labels:
        symbols.setdefault(label, value)
        for pool in piece.pools[1:]:
            symbols.setdefault(pool + label.removeprefix(piece.pools[0]), value)


def _users(pieces: list[_Piece]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Who calls a label, and whose data point to it."""
    callers, pointers = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for piece in pieces:
        for name in piece.facts.leaves_for:
            callers[name].append(piece.symbol)
        for name in piece.facts.pointers:
            pointers[name].append(piece.symbol)
    return callers, pointers


def _text(piece: _Piece) -> str:
    return "\n".join(
        _PREFIXES.sub(lambda found: found[1] or "  ", line) for line in written(piece.text, piece.first, piece.end)
    )


def _comment(piece: _Piece) -> str:
    said = piece.text.comment_above(piece.first), piece.text.comment(piece.first)
    return "\n".join(comment for comment in said if comment)


def _context(
    piece: _Piece, callers: dict[str, list[str]], pointers: dict[str, list[str]], tables: _Piece | None
) -> Iterator[str]:
    if called_by := callers.get(piece.symbol):
        yield f"Called by {some(called_by)}."
    if named_in := pointers.get(piece.symbol):
        yield f"Named in the tables of {some(named_in)}."
    if piece.runs_into:
        yield f"Runs on into {piece.runs_into}."
    if tables and tables.end - tables.first <= _LONGEST_TABLES:
        yield f"Its tables:\n{_text(tables)}"
