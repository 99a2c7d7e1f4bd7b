"""Label names and their scopes: sublabels, `+` and `-` labels, labels local to a macro call, namespaces and structs."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from oracle_lib.verify.assembler.model import Fault, Kind, StatementFault, syntax
from oracle_lib.verify.assembler.output import Place
from oracle_lib.verify.assembler.text import LABEL, NAME
from oracle_lib.verify.assembler.values import Result

_DEFINITION = re.compile(rf"(#?)({LABEL}|\??(?:\++|-+)):?\Z")


class Structure(NamedTuple):
    """A struct behind its `endstruct`: its bytes, those with its largest extension, and where an extension begins."""

    size: int = 0
    object_size: int = 0
    end: int = 0
    static: bool = False


class OpenStructure(NamedTuple):
    """A struct between `struct` and `endstruct`, which may extend a `parent`. The program then returns to the `place`
    and to the `data_bank` that it had."""

    name: str
    parent: str
    start: int
    static: bool
    place: Place
    data_bank: int


_LONGEST = 500
_UNKNOWN = Result(-1, labelled=True, static=False, forward=True)


def _bounded(name: str) -> str:
    """The name, which asar lets grow with every namespace and sublabel; a text of such names would fill the memory."""
    if len(name) > _LONGEST:
        raise Fault(Kind.LIMIT, f"a label's full name has more than {_LONGEST} characters", name[:40])
    return name


def is_definition(word: str) -> bool:
    """Whether a word at the start of a statement sets a label."""
    if word[:1] in ("+", "-"):
        return True
    return len(word) > 1 and word[0] not in ":@" and (word[0] in ".?#" or word[-1] == ":")


@dataclass
class Frame:
    """The names of the file (prefix "") or of one macro call (a prefix with a colon, which no written name has)."""

    prefix: str = ""
    parents: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def relative(self, signs: str, define: bool) -> str:
        """The name of the next `+` label or of the last `-` label, of so many signs."""
        forward = signs[0] == "+"
        self.counts[signs] += define and not forward
        name = f"{self.prefix or ':'}{signs}{self.counts[signs]}"
        self.counts[signs] += define and forward
        return name

    def sublabel(self, written: str, define: bool) -> str:
        name = written.lstrip(".")
        level = len(written) - len(name)
        if level > len(self.parents):
            raise syntax(f"the sublabel {written[:40]} has no parent label", written)
        if not level and name[0].isdigit():
            raise syntax(f"{written[:40]} is no label name", written)
        name = (f"{self.parents[level - 1]}_" if level else self.prefix) + name
        if define:
            self.parents[level:] = [name]
        return name


class Namespaces(NamedTuple):
    """The namespaces that are open, from the outermost: one at a time unless they are `nested`."""

    names: tuple[str, ...] = ()
    nested: bool = False

    def enter(self, name: str) -> "Namespaces":
        return self._replace(names=(*self.names, name) if self.nested else (name,))

    def leave(self) -> "Namespaces":
        return self._replace(names=self.names[:-1] if self.nested else ())

    @property
    def prefix(self) -> str:
        return "".join(f"{name}_" for name in self.names)


_OUTSIDE = Namespaces()


@dataclass
class KnownLabels:
    """What one pass leaves to the next: the labels' values, which of them are static, and the structs. What
    the text sets hides the caller's `symbols` of the same name, of which `used` are those that it asked for."""

    symbols: Mapping[str, int]
    used: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    static: set[str] = field(default_factory=set)
    structures: dict[str, Structure] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)
    """What stands before the names of labels inside the namespaces."""


class Labels:
    """The labels in one pass: what names mean at the line being assembled, and what has been set so far."""

    def __init__(self, known: KnownLabels, number: int) -> None:
        self.known = known
        self.number = number
        self.file = Frame()
        self.macro: Frame | None = None
        self.namespaces = _OUTSIDE
        self.pushed_namespaces: list[Namespaces] = []
        self.namespace = ""
        self.pools: list[str] = []
        """The labels whose sublabels usdasm's `pool` collects."""
        self.structure: OpenStructure | None = None
        self.set_here: set[str] = set()
        self.moved = False

    def full_name(self, written: str, define: bool = False) -> str:
        frame, rest = (self.macro, written[1:]) if written[0] == "?" else (self.file, written)
        if frame is None:
            raise syntax("a ? label outside a macro", written)
        if rest[0] in "+-":
            return frame.relative(rest, define)
        if not self.structure:
            return frame.sublabel(rest, define)
        if not re.match(r"\.[^.]", rest):
            raise syntax(f"{written[:40]} in a struct must start with one dot", written)
        return self.structure.name + rest  # of an extension with its parent's

    def find(self, written: str, required: bool = True) -> Result:
        name = self.full_name(written)
        if self.namespace and (found := self._look_up(self.namespace + name)):
            return found
        return self._look_up(name) or self._missing(written, required)

    def find_full(self, name: str) -> Result:
        """The label of that full name."""
        return self._look_up(name) or self._missing(name, True)

    def _look_up(self, name: str) -> Result | None:
        known = self.known
        value = known.values.get(name)
        if value is not None:
            return Result(value, True, name in known.static)
        if name in known.symbols:
            value = known.used[name] = known.symbols[name]
            if not 0 <= value <= 0xFFFFFF:
                raise ValueError(f"the symbol {name} is {value}, which is no 24-bit address")
            return Result(value, True)
        return None

    def _missing(self, written: str, required: bool) -> Result:
        if required and self.number:
            raise StatementFault(Kind.UNDEFINED_SYMBOL, f"{written[:60]} is not defined", written)
        return _UNKNOWN

    def find_structure(self, name: str) -> Structure:
        if name not in self.known.structures and self.number:
            raise StatementFault(Kind.UNDEFINED_SYMBOL, f"there is no struct {name[:60]}", name)
        return self.known.structures.get(name, Structure())

    def change_namespaces(self, namespaces: Namespaces) -> None:
        self.namespaces, self.namespace = namespaces, _bounded(namespaces.prefix)
        if self.namespace:
            self.known.namespaces.add(self.namespace)

    def define_global(self, word: str, address: int) -> None:
        """Set the label that a word such as `Main:` names, outside all namespaces."""
        match = _DEFINITION.match(word)
        if not match or word[0] == "?" or match[2][0] in "+-" or word[-1] != ":" or self.structure:
            raise syntax(f"{word[:40]} cannot be a global label", word)
        self.set(self.full_name(match[2], define=not match[1]), address, False)

    def define(self, word: str, address: int) -> None:
        """Set the label that a word such as `Main:`, `.loop`, `#Data:`, `?skip:` or `++` names."""
        match = _DEFINITION.match(word)
        if not match:
            raise syntax(f"broken label definition {word[:40]}", word)
        name = self.full_name(match[2], define=not match[1])
        relative = word.lstrip("?")[0] in "+-"
        static = self.structure is not None and self.structure.static
        self.set(name if relative else self.namespace + name, address, static)
        if self.pools and self.pools[0] == self.file.parents[0] and name.startswith(f"{self.pools[0]}_"):
            for other in self.pools[1:]:
                self.set(self.namespace + other + name.removeprefix(self.pools[0]), address, static)

    def open_pool(self, names: list[str]) -> None:
        """Make what follows sublabels of each of these labels, or end that where there are none."""
        self.pools, self.file.parents = names, names[:1]

    def set(self, name: str, value: int, static: bool) -> None:
        token = _bounded(name).rpartition("_")[2]
        if name in self.set_here:
            raise StatementFault(Kind.REDEFINED_SYMBOL, f"{name[:60]} is defined twice", token)
        if self.known.values.get(name) != value and self.number:
            self.moved = True
            if self.number == 2:
                raise StatementFault(Kind.BAD_ADDRESS, f"{name[:60]} moves between passes", token)
        self.set_here.add(name)
        self.known.values[name] = value
        if static:
            self.known.static.add(name)

    def assign(self, name: str, value: int) -> None:
        """`name = value`: a static label."""
        frame, bare = (self.macro, name[1:]) if name.startswith("?") else (self.file, name)
        if frame is None or not NAME.fullmatch(bare):
            raise syntax(f"{name[:40]} cannot be assigned to", name)
        self.set(self.namespace + frame.prefix + bare, value, True)
