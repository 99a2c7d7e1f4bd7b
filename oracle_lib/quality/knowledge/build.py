"""Builds the knowledge graph of items as one SQLite file: equal items give an equal graph, in whatever order they come.
It asks the graph nothing.
"""

import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from oracle_lib.files import atomic_path
from oracle_lib.items import Item
from oracle_lib.quality.knowledge.places import canonical
from oracle_lib.quality.knowledge.records import Function, Symbol, Use
from oracle_lib.verify.assembler.uses import Uses
from oracle_lib.verify.cpp.syntax import CppText, Declared

SCHEMA = """
CREATE TABLE sources (corpus TEXT, domain TEXT, items INTEGER);
CREATE TABLE symbols (
    name TEXT, short TEXT, folded TEXT, turned TEXT,
    kind TEXT, address INTEGER, place INTEGER, corpus TEXT, path TEXT, line INTEGER, said TEXT
);
CREATE TABLE uses (kind TEXT, user TEXT, used TEXT, address INTEGER);
CREATE TABLE functions (
    name TEXT, short TEXT, least INTEGER, most INTEGER, corpus TEXT, path TEXT, line INTEGER
);
CREATE TABLE bases (class TEXT, base TEXT);
CREATE TABLE called (short TEXT PRIMARY KEY) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX symbols_name ON symbols (name);
CREATE INDEX symbols_short ON symbols (short);
CREATE INDEX symbols_folded ON symbols (folded);
CREATE INDEX symbols_turned ON symbols (turned);
CREATE INDEX symbols_place ON symbols (place);
CREATE INDEX uses_user ON uses (user);
CREATE INDEX uses_used ON uses (used);
CREATE INDEX uses_address ON uses (address);
CREATE INDEX functions_short ON functions (short);
CREATE INDEX bases_class ON bases (class);
"""
_ASSEMBLY = frozenset(("routine", "table", "hook"))
_CPP = frozenset(("function", "class", "method"))
_CPP_ENDINGS = (".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".inc")
_DEFINED = re.compile(r"^(?:(!?[\w.]+)[ \t]*(?:[?:#]?=)|(?:macro|function)[ \t]+(\w+)[ \t]*\()", re.IGNORECASE)
_LEAST_LONG = 0x10000
"""A constant of more than 16 bits is a place; a smaller one is where code reads or writes by its name."""
_SAID = 160
"""Characters of what an author says of a symbol: its first sentence, as a rule."""


def build(items: Iterable[Item], path: Path) -> None:
    """Writes the graph of the items, which replaces one that is there when it is whole."""
    graph = _Graph()
    for item in sorted(items, key=_order):
        graph.take(item)
    with atomic_path(path) as beside, closing(sqlite3.connect(beside)) as database:
        database.executescript(SCHEMA)
        for table, rows in graph.rows():
            if rows:
                database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        database.executescript(INDEXES)
        database.commit()


def fold(name: str) -> str:
    """A name without what people get wrong first: case, underscores, dots and marks."""
    return re.sub(r"[\W_]", "", name).lower()


def short_name(name: str) -> str:
    """The last part of a C++ name."""
    return name.rpartition("::")[2]


def _order(item: Item) -> tuple[str, str, int, str, str, str]:
    source = item.source
    return source.corpus, source.path, source.line, source.symbol, item.kind, item.content


class _Graph:
    """What was taken in so far."""

    def __init__(self) -> None:
        self._sources: dict[tuple[str, str], int] = defaultdict(int)
        self._symbols: dict[tuple[str, str], Symbol] = {}
        self._uses: dict[Use, None] = {}
        self._hooks: list[tuple[str, int]] = []
        self._functions: dict[Function, None] = {}
        self._bases: dict[tuple[str, str], None] = {}
        self._called: set[str] = set()
        self._cpp_calls: list[tuple[str, str]] = []
        self._placed: list[tuple[int, str]] = []
        self._outlined: set[tuple[str, str]] = set()
        self._valued: dict[tuple[str, str], tuple[Item, int]] = {}
        self._mentioned: dict[tuple[str, str], Item] = {}

    def take(self, item: Item) -> None:
        source = item.source
        self._sources[source.corpus, item.domain] += 1
        if item.kind in _CPP or (item.kind == "definitions" and source.path.lower().endswith(_CPP_ENDINGS)):
            self._take_cpp(item)
        elif item.kind in _ASSEMBLY:
            self._take_code(item)
        elif item.kind == "definitions":
            for line in item.text.splitlines():
                if found := _DEFINED.match(line):
                    self._name(item, found[1] or found[2], "constant" if found[1] else "macro", said=_comment_in(line))
            for name, value in item.symbols.items():
                self._name(item, name, "constant", value)

    def _name(
        self, item: Item, name: str, kind: str, address: int | None = None, line: int = 0, said: str = ""
    ) -> None:
        source = item.source
        key = (name, source.corpus)
        new = Symbol(name, kind, address, source.corpus, source.path, line or source.line, said)
        known = self._symbols.setdefault(key, new)
        if (known.address is None and address is not None) or (said and not known.said):
            address = address if known.address is None else known.address
            self._symbols[key] = known._replace(address=address, said=known.said or said)

    def _take_code(self, item: Item) -> None:
        symbol = item.source.symbol
        if symbol:
            self._name(item, symbol, item.kind, item.address, said=_first_sentence(item.comment))
        if item.address is not None and symbol and item.kind != "hook":
            self._placed.append((canonical(item.address), symbol))
        uses = Uses.of(item.text, [symbol] if symbol and symbol[0] not in "$!" else [])
        for label in uses.own:
            self._name(item, label, "label")
        for name, value in item.symbols.items():
            self._valued.setdefault((name, item.source.corpus), (item, value))
        for name in uses.names:
            if name not in uses.own and len(name) > 1:
                self._mentioned.setdefault((name, item.source.corpus), item)
        for name in uses.calls:
            if name not in uses.own:
                self._use("calls", item, name)
        for name in uses.reads:
            self._use("reads", item, name)
        for name in uses.writes:
            self._use("writes", item, name)
        if item.kind == "hook" and item.address is not None:
            self._hooks.append((symbol, canonical(item.address)))

    def _use(self, kind: str, item: Item, written: str) -> None:
        address = _address(written, item)
        used = f"${address:06X}" if written[0] == "$" and address is not None else written
        self._uses[Use(kind, item.source.symbol, used, address)] = None  # type: ignore[arg-type]

    def _take_cpp(self, item: Item) -> None:
        source = item.source
        for one in self._declared(item):
            line = source.line + one.line - 1
            if one.kind in ("function", "macro"):
                self._functions[Function(one.name, one.least, one.most, source.corpus, source.path, line)] = None
            self._name(item, one.name, one.kind, line=line)
            self._bases |= {(one.name, base): None for base in one.bases}
        if item.kind != "definitions":
            self._name(item, source.symbol, item.kind, said=_first_sentence(item.comment))
        for call in item.calls:
            self._cpp_calls.append((source.symbol, call))
            self._called.add(short_name(call))

    def _declared(self, item: Item) -> Iterable[Declared]:
        """What an item declares: nothing more where the definitions of its file, which come first, are known."""
        place, scope = (item.source.corpus, item.source.path), tuple(item.source.symbol.split("::")[:-1])
        if item.kind == "definitions":
            self._outlined.add(place)
            return CppText.read(item.text).declared()
        if place in self._outlined:
            return ()
        if item.kind == "class":
            return CppText.read(item.text).declared(scope)
        functions = (one for one in CppText.read(item.text).declared() if one.kind == "function")
        return [one._replace(name=item.source.symbol) for one in islice(functions, 1)]

    def rows(self) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
        """The rows of each table."""
        for (name, _), (item, value) in self._valued.items():
            self._name(item, name, "constant", value)
        for (name, _), item in self._mentioned.items():
            self._name(item, name, "mentioned")
        for use in self._hook_uses():
            self._uses[use] = None
        for use in self._calls_in_cpp():
            self._uses[use] = None
        used = {use.used for use in self._uses}
        yield "sources", [(*key, count) for key, count in sorted(self._sources.items())]
        yield "symbols", [_symbol_row(symbol, symbol.name in used) for _, symbol in sorted(self._symbols.items())]
        yield "uses", [*sorted(self._uses, key=_by_use)]
        yield "functions", [(one.name, short_name(one.name), *one[1:]) for one in sorted(self._functions, key=_by_name)]
        yield "bases", sorted(self._bases)
        yield "called", [(name,) for name in sorted(self._called)]

    def _hook_uses(self) -> Iterator[Use]:
        """A hook is put over the routine or table that begins last before its address, in the same bank."""
        placed = sorted(self._placed)
        starts = [address for address, _ in placed]
        for user, address in self._hooks:
            index = bisect_right(starts, address) - 1
            inside = index >= 0 and starts[index] >> 16 == address >> 16
            yield Use("hooks", user, placed[index][1] if inside else f"${address:06X}", address)

    def _calls_in_cpp(self) -> Iterator[Use]:
        """A call is of the one function that its name fits, or of the one in the caller's class; else of its name."""
        by_name = defaultdict[str, set[str]](set)
        for one in self._functions:
            by_name[short_name(one.name)].add(one.name)
        for user, call in self._cpp_calls:
            fitting = {name for name in by_name.get(short_name(call), ()) if f"::{name}".endswith(f"::{call}")}
            if len(fitting) > 1:
                fitting &= {f"{user.rpartition('::')[0]}::{call}"}
            yield Use("calls", user, next(iter(fitting)) if len(fitting) == 1 else call, None)


def _by_use(use: Use) -> tuple[str, str, str, int]:
    return use.kind, use.user, use.used, use.address or 0


def _by_name(one: Function) -> tuple[object, ...]:
    return tuple(-1 if part is None else part for part in one)


def _symbol_row(symbol: Symbol, is_used: bool) -> tuple[object, ...]:
    kind, address = symbol.kind, symbol.address
    if kind == "constant" and address is not None and (is_used or address >= _LEAST_LONG):
        kind = "address"
    place = canonical(address) if address is not None and kind != "constant" else None
    short = short_name(symbol.name)
    folded = fold(short)
    return (symbol.name, short, folded, folded[::-1], kind, address, place, *symbol[3:])


def _address(written: str, item: Item) -> int | None:
    """Where code finds what it names: one byte lies in the direct page at $0000, which the game keeps; two above $8000
    in the bank of the code.
    """
    if written[0] != "$":
        value = item.symbols.get(written)
        return None if value is None or value > 0xFFFFFF or value < 0 else canonical(value)
    value = int(written[1:], 16)
    if value > 0xFFFFFF:
        return None
    if len(written) <= 5 and value >= 0x8000:
        return None if item.address is None else canonical(item.address & 0xFF0000 | value)
    return canonical(value)


def _first_sentence(comment: str) -> str:
    comment = comment.replace("@brief", "")
    sentence = re.split(r"(?<=[.!?])\s|\n\s*\n", comment.strip(), maxsplit=1)[0]
    return " ".join(sentence.split())[:_SAID]


def _comment_in(line: str) -> str:
    return _first_sentence(line.partition(";")[2]) if ";" in line else ""
