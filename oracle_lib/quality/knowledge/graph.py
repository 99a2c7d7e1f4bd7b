"""`Knowledge`: what is known of the game, the console and the tools' API, as a read-only view of one SQLite file. It
builds nothing; without a file it knows the shipped facts alone.
"""

import difflib
import re
import sqlite3
import threading
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oracle_lib import OracleError
from oracle_lib.files import display_path
from oracle_lib.items import Item
from oracle_lib.quality.knowledge.build import build, fold, short_name
from oracle_lib.quality.knowledge.check import share_of_asm, share_of_cpp, share_of_prose
from oracle_lib.quality.knowledge.instructions import Instruction, instruction
from oracle_lib.quality.knowledge.look_up import look_up
from oracle_lib.quality.knowledge.places import Place, canonical, place, registers
from oracle_lib.quality.knowledge.records import Function, Symbol, Use, UseKind
from oracle_lib.quality.text import Reading
from oracle_lib.sample import Domain, Sample

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SYMBOL = "SELECT name, kind, address, corpus, path, line, said FROM symbols"
_FUNCTION = "SELECT name, least, most, corpus, path, line FROM functions"
_ADDRESS = re.compile(r"\$[0-9A-Fa-f]{1,6}")
_MOST_CANDIDATES = 200
"""Names that one half of a name fits, at most, before they are compared letter by letter."""
_LENGTHS_APART = 3
"""By how many letters a near miss is longer or shorter, at most."""
_ALIKE = 0.6
"""The least likeness (difflib's ratio) of a near miss."""


class Knowledge:
    """Symbols and addresses with who uses them, C++ functions, and the shipped facts of console and game.

    It can be used by several threads, and handed to other processes. A name of a question may be a symbol, a C++ name
    with or without what stands before its `::`, or an address such as "$7EF360".
    """

    def __init__(self, path: Path | None = None) -> None:
        """Raises `OracleError` where there is no such file."""
        if path is not None and not path.is_file():
            raise OracleError(f"{display_path(path)} is missing; run 01_generate, which builds it from your sources")
        self.path = path
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None

    @classmethod
    def facts(cls) -> "Knowledge":
        """The shipped facts alone."""
        return cls()

    @classmethod
    def build(cls, items: Iterable[Item], path: Path) -> "Knowledge":
        """The graph of the items, written to `path`. Equal items give equal graphs."""
        build(items, path)
        return cls(path)

    def __reduce__(self) -> tuple[type["Knowledge"], tuple[Path | None]]:
        return Knowledge, (self.path,)

    @cached_property
    def domains(self) -> frozenset[Domain]:
        """The domains of which it has items; names of others it cannot judge."""
        return frozenset(Domain(row[0]) for row in self._ask("SELECT DISTINCT domain FROM sources"))

    @cached_property
    def symbols(self) -> dict[str, int]:
        """The value of each name of an assembly source that has one; of two sources' values the first one's."""
        rows = self._ask("SELECT name, address FROM symbols WHERE address IS NOT NULL ORDER BY corpus DESC, name")
        return dict(rows)

    def symbol(self, name: str) -> tuple[Symbol, ...]:
        """Where a name is defined, source by source; a C++ name also by its last parts."""
        rows = self._ask(f"{_SYMBOL} WHERE short = ? ORDER BY corpus, name, path, line", short_name(name))
        found = [Symbol(*row) for row in rows]
        return tuple(one for one in found if f"::{one.name}".endswith(f"::{name}"))

    def place(self, address: int) -> Place:
        """What answers at a 24-bit address, with what the facts say of it."""
        return place(address)

    def instruction(self, mnemonic: str) -> Instruction | None:
        """What a 65816 instruction does, the flags that it changes, and its encodings; None where there is none."""
        return instruction(mnemonic)

    def named_at(self, address: int) -> tuple[Symbol, ...]:
        """The symbols that stand for an address, through whichever mirror."""
        return tuple(
            Symbol(*row) for row in self._ask(f"{_SYMBOL} WHERE place = ? ORDER BY corpus, name", canonical(address))
        )

    def within(self, address: int) -> Symbol | None:
        """The routine or table of the game's ROM in which an address lies: the last that begins at or before it."""
        at = canonical(address)
        rows = self._ask(
            f"{_SYMBOL} WHERE place BETWEEN ? AND ? AND kind IN ('routine', 'table') "
            "ORDER BY place DESC, corpus LIMIT 1",
            at & 0xFF8000,
            at,
        )
        return Symbol(*rows[0]) if rows and at & 0x8000 else None

    def near(self, name: str, most: int = 3) -> tuple[str, ...]:
        """Names that could be meant instead of one that is not known, the likest first.

        One wrong letter leaves one half of a name as it is, so names that share a half with it are compared.
        """
        folded = fold(short_name(name))
        half = max(2, len(folded) // 2)
        candidates = dict[str, float]()
        for column, part in (("folded", folded[:half]), ("turned", folded[::-1][:half])):
            rows = self._ask(
                f"SELECT DISTINCT short, folded FROM symbols WHERE {column} >= ? AND {column} < ? "
                "AND length(folded) BETWEEN ? AND ? LIMIT ?",
                part,
                part + "\x7f",
                len(folded) - _LENGTHS_APART,
                len(folded) + _LENGTHS_APART,
                _MOST_CANDIDATES,
            )
            for found, its_fold in rows:
                if found not in candidates:
                    candidates[found] = difflib.SequenceMatcher(None, folded, its_fold).ratio()
        likest = sorted((-ratio, found) for found, ratio in candidates.items() if ratio >= _ALIKE and found != name)
        return tuple(found for _, found in likest[:most])

    def knows(self, name: str) -> bool:
        """Whether a name of assembly is defined anywhere, as a label, a constant or a define (with its "!" or not)."""
        rows = self._ask("SELECT 1 FROM symbols WHERE name IN (?, ?) LIMIT 1", name, f"!{name}")
        return bool(rows) or name in _register_names()

    def calls(self, name: str) -> tuple[Use, ...]:
        """What a routine or function calls."""
        return self._uses("calls", name, users=True, used=False)

    def callers(self, name: str) -> tuple[Use, ...]:
        """Who calls it."""
        return self._uses("calls", name, users=False, used=True)

    def reads(self, name: str) -> tuple[Use, ...]:
        """Who reads it, and what it reads."""
        return self._uses("reads", name)

    def writes(self, name: str) -> tuple[Use, ...]:
        """Who writes it, and what it writes."""
        return self._uses("writes", name)

    def hooks(self, name: str) -> tuple[Use, ...]:
        """Which hooks are put over it, and what it is put over."""
        return self._uses("hooks", name)

    def neighbourhood(self, name: str, most: int = 40) -> tuple[Use, ...]:
        """All uses on either side of a name, at most so many of each kind."""
        kinds: tuple[UseKind, ...] = ("calls", "reads", "writes", "hooks")
        return tuple(use for kind in kinds for use in self._uses(kind, name)[:most])

    def most_used(self, most: int = 1) -> tuple[str, ...]:
        """The names and addresses that most others call, read, write or hook, the first of them first."""
        rows = self._ask(
            "SELECT used FROM uses GROUP BY used ORDER BY COUNT(DISTINCT user) DESC, used LIMIT ?",
            most,
        )
        return tuple(row[0] for row in rows)

    def draw_neighbourhood(self, name: str, most: int = 8) -> "Figure":
        """A picture of the neighbourhood, for a notebook: at most so many uses of each kind."""
        from oracle_lib.quality.knowledge.picture import draw_neighbourhood  # nothing else needs what draws

        return draw_neighbourhood(self, name, most)

    def function(self, name: str) -> tuple[Function, ...]:
        """The C++ functions, methods and macros of a name, which may have the last parts of its scope before it."""
        rows = self._ask(f"{_FUNCTION} WHERE short = ? ORDER BY name, least, path, line", short_name(name))
        return tuple(one for one in (Function(*row) for row in rows) if f"::{one.name}".endswith(f"::{name}"))

    def method(self, cls: str, name: str) -> tuple[Function, ...]:
        """The methods of a name in a C++ class, or in the nearest class that it inherits from."""
        waiting, seen = [cls], set[str]()
        while waiting:
            one = waiting.pop(0)
            if found := self.function(f"{one}::{name}"):
                return found
            seen.add(one)
            waiting += [base for base in self._bases(one) if base not in seen]
        return ()

    def is_called(self, name: str) -> bool:
        """Whether any C++ source calls something of this name, its own or a library's."""
        return bool(self._ask("SELECT 1 FROM called WHERE short = ?", short_name(name)))

    def has_class(self, name: str) -> bool:
        """Whether a C++ class of that name is known, and all that it inherits from."""
        classes = [one.name for one in self.symbol(name) if one.kind == "class"]
        return bool(classes) and all(self.has_class(base) for base in self._bases(name) if base != name)

    def known_share(self, sample: Sample, reading: Reading) -> tuple[float, tuple[str, ...]]:
        """The share of the symbols, addresses and C++ names a sample relies on that exist, and those that do not, each
        with what could be meant. See `check` for what is exempt.
        """
        shares = {"asm": share_of_asm, "cpp": share_of_cpp}
        return shares.get(reading.language, share_of_prose)(self, sample, reading)

    def look_up(self, text: str) -> tuple[str, ...]:
        """A line about each address, register, symbol and C++ name that a text mentions, with its source, in the order
        in which it does. What is not known is named as such. A text that asks about instructions of the 65816 alone
        ("What does PEI do?") gets a line about each.
        """
        return look_up(self, text)

    def _bases(self, cls: str) -> list[str]:
        names = [one.name for one in self.symbol(cls) if one.kind == "class"]
        return [row[0] for name in names for row in self._ask("SELECT base FROM bases WHERE class = ?", name)]

    def _uses(self, kind: UseKind, name: str, users: bool = True, used: bool = True) -> tuple[Use, ...]:
        names = {name, *(one.name for one in self.symbol(name))}
        places = set[int]()
        if _ADDRESS.fullmatch(name):
            places.add(canonical(int(name[1:], 16)))
        elif used:
            places |= {canonical(one.address) for one in self.symbol(name) if one.kind == "address" and one.address}
        found = dict[Use, None]()
        for column, values, wanted in (("user", names, users), ("used", names, used), ("address", places, used)):
            for value in sorted(values) if wanted else ():
                rows = self._ask(
                    f"SELECT kind, user, used, address FROM uses WHERE {column} = ? AND kind = ? ORDER BY user, used",
                    value,
                    kind,
                )
                found |= {Use(*row): None for row in rows}
        return tuple(found)

    def _ask(self, question: str, *values: object) -> list[Any]:
        if self.path is None:
            return []
        with self._lock:
            if self._database is None:
                # The file never changes once it has its name, so nobody needs a lock on it.
                address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
                self._database = sqlite3.connect(address, uri=True, check_same_thread=False)
            return self._database.execute(question, values).fetchall()


def _register_names() -> frozenset[str]:
    return frozenset(one.name for one in registers().values())
