"""Label names and their scopes: sublabels, `+` and `-` labels, labels local to a macro call, namespaces and structs."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from oracle_lib.verify.assembler.expressions import LABEL, Symbol
from oracle_lib.verify.assembler.model import Kind, Problem
from oracle_lib.verify.assembler.text import is_name

_DEFINITION = re.compile(rf"({LABEL}):?\Z")
_RELATIVE = re.compile(r"(\??)(\++|-+):?\Z")
_UNKNOWN = Symbol(-1, False, False)


@dataclass
class Frame:
    """The sublabel parents and the counts of `+` and `-` labels of the file (prefix "") or of one macro call (a prefix
    with a colon, which no written name has)."""

    prefix: str = ""
    parents: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def is_definition(word: str) -> bool:
    """Whether a word at the start of a statement sets a label."""
    return (
        bool(word)
        and word[0] != ":"
        and (word[0] in "+-" or (word[0] in ".?#" and len(word) > 1) or (word[-1] == ":" and len(word) > 1))
    )


class Labels:
    """Every label of one assembly. Labels that the text sets hide the caller's symbols of the same name."""

    def __init__(self, symbols: Mapping[str, int]) -> None:
        self.symbols = symbols
        self.hidden: frozenset[str] = frozenset()
        self.used: set[str] = set()
        self.values: dict[str, int] = {}
        self.static: set[str] = set()
        self.start_pass(0)

    def start_pass(self, number: int) -> None:
        self.number = number
        self.file = Frame()
        self.macro: Frame | None = None
        self.namespace = ""
        self.structure = ""
        self.structure_static = False
        self.moving = False

    def full_name(self, written: str, define: bool = False) -> str:
        frame = self._macro() if written.startswith("?") else self.file
        rest = written.removeprefix("?")
        level = -1
        if not self.structure:
            level = len(rest) - len(rest.lstrip("."))
            rest = rest[level:]
            if level > len(frame.parents):
                raise Problem(Kind.SYNTAX, f"the sublabel {written[:40]} has no parent label", written)
            name = frame.parents[level - 1] + "_" if level else frame.prefix
        else:
            if not rest.startswith("."):
                raise Problem(Kind.SYNTAX, f"{written[:40]} in a struct must start with a dot", written)
            name, rest = self.structure, rest[1:]
        if not rest or rest[0] == "." or (level == 0 and rest[0].isdigit()):
            raise Problem(Kind.SYNTAX, f"{written[:40]} is no label name", written)
        name += rest
        if define and level >= 0:
            frame.parents[level:] = [name]
        return name

    def relative_name(self, written: str, define: bool = False) -> str:
        frame = self._macro() if written.startswith("?") else self.file
        key = written.removeprefix("?")
        forward = key[0] == "+"
        if define and not forward:
            frame.counts[key] += 1
        name = f"{frame.prefix or ':'}{'pos' if forward else 'neg'}_{len(key)}_{frame.counts[key]}"
        if define and forward:
            frame.counts[key] += 1
        return name

    def _macro(self) -> Frame:
        if self.macro is None:
            raise Problem(Kind.SYNTAX, "a ? label outside a macro", "?")
        return self.macro

    def find(self, name: str, required: bool, written: str) -> Symbol:
        for key in (self.namespace + name, name) if self.namespace else (name,):
            value = self.values.get(key)
            if value is not None:
                return Symbol(value, key in self.static)
            if key in self.symbols and key not in self.hidden:
                value = self.symbols[key]
                if not 0 <= value <= 0xFFFFFF:
                    raise ValueError(f"the symbol {key} is {value}, which is no 24-bit address")
                self.used.add(key)
                return Symbol(value, True)
        if required and self.number:
            raise Problem(Kind.UNDEFINED_SYMBOL, f"{written[:60]} is not defined", written)
        return _UNKNOWN

    def define(self, word: str, address: int, everywhere: bool = False) -> None:
        """Set the label that a word such as `Main:`, `.loop`, `#Data:`, `?skip:` or `++` names."""
        if (relative := _RELATIVE.match(word)) and not everywhere:
            self.set(self.relative_name(relative[1] + relative[2], define=True), address, False)
            return
        match = _DEFINITION.match(word.removeprefix("#"))
        if not match or "[" in word or (everywhere and (word[0] == "?" or word[-1] != ":")):
            raise Problem(Kind.SYNTAX, f"broken label definition {word[:40]}", word)
        name = self.full_name(match[1], define=not word.startswith("#"))
        self.set(name if everywhere else self.namespace + name, address, self.structure_static)

    def set(self, name: str, value: int, static: bool) -> None:
        if self.number == 0 and name in self.values:
            self.moving = True
            raise Problem(Kind.REDEFINED_SYMBOL, f"{name[:60]} is defined twice", name.split("_")[-1])
        if self.number == 2 and self.values.get(name) != value and not self.moving:
            raise Problem(Kind.BAD_ADDRESS, f"{name[:60]} moves between passes", name.split("_")[-1])
        self.values[name] = value
        if static:
            self.static.add(name)

    def assign(self, name: str, value: int) -> None:
        """`name = value`: a static label."""
        prefix = self._macro().prefix if name.startswith("?") else ""
        bare = name.removeprefix("?")
        if not is_name(bare):
            raise Problem(Kind.SYNTAX, f"{name[:40]} cannot be assigned to", name)
        self.set(f"{self.namespace}{prefix}{bare}", value, True)
