"""What the texts of an assembly project define by name: constants, `!defines`, macros, functions, and what `skip` lays
out after a `struct` or a `base`. It evaluates numbers, names and sums of two; what stands for more has its line, and no
value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from oracle_lib.generate.sources.assembly import Piece, Text
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source

_HIGHEST = 0xFFFFFF
_DEEPEST = 8
"""Names that stand for each other, at most; a circle of them ends there."""
_TERMS = re.compile(r"([+-]?)([^+-]+)")
_SUM = re.compile(r"[+-]?[^-+*/%&|<>^(]+(?:[+-][^-+*/%&|<>^(]+)?")
_EQUATION = re.compile(r"(!?[\w.]+) ?(?:[?:#]?=) ?(.+)")
_NUMBER = re.compile(r"(?:\$(?P<hex>[0-9A-Fa-f]{1,6})|%(?P<binary>[01]{1,24})|(?P<decimal>\d{1,8}))")
_LAYOUT = re.compile(r"(?:struct (?P<name>\w+)|base) (?P<address>\$[0-9A-Fa-f]{1,6})", re.IGNORECASE)
_FIELD = re.compile(r"(?P<label>\.\w+:?|\w+:)?(?:[ :]*skip (?P<size>\$?[0-9A-Fa-f]{1,5}))?", re.IGNORECASE)
_MACRO = re.compile(r"macro (\w+)\(.*", re.IGNORECASE)
_FUNCTION = re.compile(r"function (\w+) ?\(.*\) ?= ?.+", re.IGNORECASE)
_USED = re.compile(r"(?P<mark>[!%])\{?(?P<name>\w+)|\b(?P<function>[A-Za-z_]\w*)(?=\()")
"""Defines and macros by the mark before their names, and functions by the parenthesis behind theirs."""
_NAME = re.compile(r"(?<![\w.$!%<])[A-Za-z_][\w.]*")
_LONGEST_PREAMBLE = 10_000
"""Of characters. What needs more is no question that anybody could be asked."""


@dataclass(frozen=True)
class Definition:
    """The lines that define a name, and the expression that it stands for, "" for a macro or a function."""

    lines: str
    stands_for: str = ""


@dataclass
class Definitions:
    """The definitions of all files. A name that files define differently counts only in those files. Macros have a "%"
    before their names, defines a "!", functions a "(" behind them.
    """

    shared: dict[str, Definition | None] = field(default_factory=dict)
    of_file: dict[str, dict[str, Definition]] = field(default_factory=dict)

    def find(self, path: str, name: str) -> Definition | None:
        return self.of_file[path].get(name) or self.shared.get(name)

    def value(self, path: str, name: str) -> int | None:
        """What a name is worth in a file, None where that is not known."""
        definition = self.find(path, name)
        return self._sum(path, definition.stands_for, _DEEPEST) if definition else None

    def _sum(self, path: str, written: str, depth: int) -> int | None:
        total = 0
        for sign, term in _TERMS.findall(written) if depth and _SUM.fullmatch(written) else [("", "")]:
            value = number(term)
            if value is None and (definition := self.find(path, term)):
                value = self._sum(path, definition.stands_for, depth - 1)
            if value is None:
                return None
            total += -value if sign == "-" else value
        return total if 0 <= total <= _HIGHEST else None

    def read(self, text: Text) -> set[int]:
        """Takes in what a file defines, and gives the indices of the lines that do."""
        here = self.of_file.setdefault(text.path, {})
        taken: set[int] = set()
        index = 0
        while index < len(text.code):
            code, first = text.code[index], index
            if found := _EQUATION.fullmatch(code):
                here[found[1]] = Definition(text.lines[index].strip("; \t"), found[2].lstrip("#"))
            elif found := _MACRO.fullmatch(code):
                index = _end(text, index, "endmacro")
                here[f"%{found[1]}"] = Definition("\n".join(line.rstrip() for line in text.lines[first : index + 1]))
            elif found := _FUNCTION.fullmatch(code):
                here[f"{found[1]}("] = Definition(f"function {code.partition(' ')[2]}")
            elif found := _LAYOUT.match(code):
                index = _lay_out(text, index, found["name"] or "", int(found["address"][1:], 16), here)
            index += 1
            if found:
                taken.update(range(first, index))
        for name, definition in here.items():
            same = self.shared.setdefault(name, definition)
            if same and (same.stands_for or same.lines) != (definition.stands_for or definition.lines):
                self.shared[name] = None
        return taken


def definition_items(definitions: Definitions, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """An item for each file that defines something: the lines that do, and what the names are worth."""
    for path, here in definitions.of_file.items():
        if here:
            found = {name: definitions.value(path, name) for name in here}
            yield Item(
                source=Source(corpus=corpus, path=path, line=1, licence=licence),
                domain=domain,
                kind="definitions",
                text="\n".join(definition.lines for definition in here.values()),
                symbols={name: value for name, value in found.items() if value is not None},
            )


def preamble(piece: Piece, definitions: Definitions) -> str:
    """The definitions of the macros, functions and defines that a piece uses, each behind those that it uses itself; ""
    where they are longer than any question.
    """
    found: dict[str, str] = {}
    room = _LONGEST_PREAMBLE

    def define(text: str, depth: int) -> None:
        nonlocal room
        for used in _USED.finditer(text):
            name = f"{used['function']}(" if used["function"] else f"{used['mark']}{used['name']}"
            if room < 0 or not depth:
                return
            if name not in found and (definition := definitions.find(piece.text.path, name)):
                room -= len(definition.lines) + 1
                found[name] = ""
                define(definition.stands_for or definition.lines, depth - 1)
                # What it uses is to stand before it.
                del found[name]
                found[name] = definition.lines

    define("\n".join(piece.text.code[piece.first : piece.end]), _DEEPEST)
    return "\n".join(found.values()) if room >= 0 else ""


def values(piece: Piece, labels: Mapping[str, int], definitions: Definitions, before: str = "") -> dict[str, int]:
    """The values of the names that a piece and its preamble `before` use and the piece does not set itself, where they
    are known."""
    found = {}
    for name in dict.fromkeys((*piece.facts.names, *_NAME.findall(before))):
        if name not in piece.facts.own:
            value = definitions.value(piece.text.path, name)
            if (value := labels.get(name) if value is None else value) is not None:
                found[name] = value
    return found


def macros(piece: Piece, definitions: Definitions) -> list[str]:
    """The definitions of the macros that a piece calls."""
    found = (definitions.find(piece.text.path, name) for name in piece.facts.macros)
    return [definition.lines for definition in found if definition]


def equations(piece: Piece, definitions: Definitions) -> list[str]:
    """The lines that define the names that a piece uses."""
    names = (name for name in piece.facts.names if name not in piece.facts.own)
    return [found.lines for name in names if (found := definitions.find(piece.text.path, name))]


def number(written: str) -> int | None:
    """The value of a plain number of at most 24 bits."""
    found = _NUMBER.fullmatch(written)
    if not found:
        return None
    base = 16 if found["hex"] else 2 if found["binary"] else 10
    value = int(found["hex"] or found["binary"] or found["decimal"], base)
    return value if value <= _HIGHEST else None


def _end(text: Text, index: int, word: str) -> int:
    """The index of the line that ends a block, or of the file's last one."""
    while index + 1 < len(text.code) and not text.code[index].lower().startswith(word):
        index += 1
    return index


def _lay_out(text: Text, first: int, struct: str, address: int, here: dict[str, Definition]) -> int:
    """Defines what lines like `.Hours: skip 1` lay out from an address on, and gives the index of the last of them."""
    waiting: list[tuple[str, str]] = []
    last = first
    for index in range(first + 1, len(text.code)):
        code = text.code[index]
        if code.partition(" ")[0].lower() in ("", "{", "}", "assert", "warnpc"):
            continue
        if not (found := _FIELD.fullmatch(code)):
            break
        if found["label"]:
            said = f" ; {comment}" if (comment := text.comment(index).strip("; ")) else ""
            waiting.append((struct + found["label"].rstrip(":"), said))
        if found["size"]:
            here |= {name: Definition(f"{name} = ${address:06X}{said}", f"${address:06X}") for name, said in waiting}
            address += number(found["size"]) or 0
            waiting, last = [], index
    return last
