"""What the readers of assembly share: the texts of a folder, pieces of them, and what a piece of code calls, reads and
names. It cuts no text into items, and runs nothing.
"""

import contextlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oracle_lib.generate.sources.folder import Unreadable, content_of, decoded, files_of, tell_left_out
from oracle_lib.sample import Source
from oracle_lib.verify.assembler.model import Mode, StatementFault
from oracle_lib.verify.assembler.opcodes import BRANCHES, Operation, Statement, read_line
from oracle_lib.verify.assembler.text import lines_of, masked

_DATA = frozenset(("db", "dw", "dl", "dd", "fill", "fillbyte", "fillword", "pad"))
"""The directives that put data into the image, as they are written."""
_TRANSFERS = frozenset(("JSR", "JSL", "JMP", "JML", "BRL", *BRANCHES))
"""The instructions after which the processor may go on elsewhere."""
_ENDS = frozenset(("RTS", "RTL", "RTI", "JMP", "JML", "BRA", "BRL", "STP", "BRK"))
"""The instructions behind which the processor never goes on."""
_NO_MEMORY = {Mode.IMPLIED, Mode.ACCUMULATOR, Mode.IMMEDIATE, Mode.STACK, Mode.STACK_Y, Mode.MOVE}
_NAME = re.compile(r"(?<![\w$%!.<&@])\.*[A-Za-z_][\w.]*(?![\w(])")
_FIRST = re.compile(r"\$[0-9A-Fa-f]+|!\w+|\.*[A-Za-z_][\w.]*")
_MACRO = re.compile(r"^%\w+")
_DEFINE = re.compile(r"!\w+")
_ADDRESS = re.compile(r"#_[0-9A-Fa-f]{4,6}\w?")
_RULE = re.compile(r"[\W_]*")
_CLOSES = {"}": "{", "endif": "if", "endwhile": "while", "endfor": "for", "endmacro": "macro"}
_OPENS = frozenset(_CLOSES.values())


@dataclass(frozen=True)
class Text:
    """A file by its path inside the source: its lines as written, and the same without comments."""

    path: str
    lines: list[str]
    code: list[str]

    def comment(self, index: int) -> str:
        """What stands behind the semicolon of a line."""
        line = self.lines[index]
        return line[found + 1 :].strip() if ";" in line and (found := masked(line).find(";")) >= 0 else ""

    def comment_above(self, index: int) -> str:
        """The comment that ends above a line, up to a blank line, code or a rule above it. Rules are left out."""
        found: list[str] = []
        for above in range(index - 1, -1, -1):
            if self.code[above]:
                break
            said = self.comment(above).lstrip("; ")
            if _RULE.fullmatch(said):
                if found:
                    break
            else:
                found.append(said)
        return "\n".join(reversed(found))

    def statements(self, index: int) -> tuple[Statement, ...]:
        """The statements of a line, none where its quotes do not match."""
        try:
            return read_line(self.code[index]) if self.code[index] else ()
        except StatementFault:
            return ()


def read_texts(folder: Path, corpus: str, endings: Collection[str], encodings: Sequence[str]) -> Iterator[Text]:
    """The files below the folder with one of the endings (".asm"), in order. One that is not UTF-8 is read in the first
    of `encodings` that fits, which is said; one that cannot be read is named.
    """
    for path, inside in files_of(folder, endings, corpus):
        try:
            lines = _decoded(content_of(path), encodings, f"{corpus}: {inside}").replace("\r", "").split("\n")
        except Unreadable as reason:
            tell_left_out(corpus, inside, str(reason))
        else:
            yield Text(inside, lines, lines_of("\n".join(lines)))


def _decoded(content: bytes, encodings: Sequence[str], shown: str) -> str:
    try:
        return decoded(content)
    except Unreadable:
        if b"\0" in content:
            raise
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            print(f"{shown} is not UTF-8; it was read as {encoding}")
            return text
    raise Unreadable(f"it is neither UTF-8 nor {' nor '.join(encodings)}")


@dataclass
class Facts:
    """What a piece of code says, in the order in which it does. Sublabels have their full names (`Main_loop`).

    `own` are the labels that it sets, `names` all that it uses, `calls` where it goes (JSR, JSL, JMP, JML and
    branches), `accesses` what it reads or writes (names, or addresses as written), `pointers` the names in its data,
    `macros` those that it calls (`%name`).
    """

    own: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    calls: dict[str, None] = field(default_factory=dict)
    accesses: dict[str, None] = field(default_factory=dict)
    pointers: dict[str, None] = field(default_factory=dict)
    macros: dict[str, None] = field(default_factory=dict)
    has_code: bool = False
    has_data: bool = False
    runs_on: bool = True
    parents: list[str] = field(default_factory=list)

    def add(self, statement: Statement) -> None:
        for label in statement.labels:
            self._set_label(label)
        if statement.operation:
            self._instruction(statement.operation)
        elif statement.rest and (word := statement.rest[0].lower()) in _DATA:
            self.has_data, self.runs_on = True, False
            for argument in statement.rest[1:]:
                for name in self._names(argument):
                    self.names[name] = None
                    if word in ("dw", "dl"):
                        self.pointers[name] = None
        elif statement.rest and statement.rest[0].startswith("%"):
            self.macros |= dict.fromkeys(_MACRO.findall(statement.rest[0]))
        elif statement.rest and statement.rest[0].startswith("!"):
            self.has_code = self.runs_on = True
        if "!" in statement.text:
            self.names |= dict.fromkeys(_DEFINE.findall(statement.text))

    def _set_label(self, label: str) -> None:
        """Nothing for `+`, `-` and the address that a disassembly has before a line. `#Name:` changes no scope."""
        name = label.rstrip(":").lstrip("?")
        if name[:1] not in ("", "+", "-") and not _ADDRESS.fullmatch(name):
            level = len(name) - len(name.lstrip("."))
            keeps_scope, name = name[0] == "#", self.full(name.lstrip("#"))
            if not keeps_scope:
                self.parents[level:] = [name]
            self.own[name] = None
            self.runs_on = True

    @property
    def leaves_for(self) -> tuple[str, ...]:
        """The calls but for those of its own labels."""
        return tuple(name for name in self.calls if name not in self.own)

    def full(self, name: str) -> str:
        level = len(name) - len(name.lstrip("."))
        parents = self.parents[:level]
        return f"{parents[-1]}_{name[level:]}" if level and parents else name

    def _names(self, operand: str) -> Iterator[str]:
        if operand[:1] != '"':
            for found in _NAME.finditer(operand):
                yield self.full(found[0])

    def _instruction(self, operation: Operation) -> None:
        self.has_code, self.runs_on = True, operation.mnemonic not in _ENDS
        self.names |= dict.fromkeys(self._names(operation.text))
        if operation.mode in _NO_MEMORY or operation.mnemonic in ("PEA", "PER"):
            return
        if found := _FIRST.search(operation.text):
            goes_there = operation.mnemonic in _TRANSFERS and operation.mode is Mode.DIRECT
            place = self.full(found[0]) if found[0][0] != "$" else found[0].upper()
            (self.calls if goes_there else self.accesses)[place] = None


@dataclass
class Piece:
    """What belongs to one label or place: the lines of a text from `first` to `end`, and what they say."""

    text: Text
    first: int
    end: int
    symbol: str
    address: int | None = None
    runs_into: str = ""
    facts: Facts = field(default_factory=Facts)

    @property
    def is_empty(self) -> bool:
        return not (self.facts.has_code or self.facts.has_data or self.facts.macros)

    @property
    def comment(self) -> str:
        """What is said above it and beside its first line."""
        said = self.text.comment_above(self.first), self.text.comment(self.first)
        return "\n".join(comment for comment in said if comment)

    def source(self, corpus: str, licence: str) -> Source:
        return Source(corpus=corpus, path=self.text.path, line=self.first + 1, symbol=self.symbol, licence=licence)

    def read(self, index: int) -> None:
        """Takes in one of its lines."""
        for statement in self.text.statements(index):
            self.facts.add(statement)
        self.end = index + 1


class Users:
    """Who uses the labels of which piece."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.callers, self.pointers = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for piece in pieces:
            for name in piece.facts.leaves_for:
                self.callers[name].append(piece.symbol)
            for name in piece.facts.pointers:
                if name not in piece.facts.own:
                    self.pointers[name].append(piece.symbol)

    def of(self, piece: Piece) -> Iterator[str]:
        """Sentences about who calls the piece, whose tables name it, and what it runs on into."""
        for said, users in (("Called by", self.callers), ("Named in the tables of", self.pointers)):
            if who := dict.fromkeys(user for label in piece.facts.own for user in users.get(label, ())):
                yield f"{said} {some(who)}."
        if piece.runs_into:
            yield f"Runs on into {piece.runs_into}."


def written(text: Text, first: int, end: int) -> list[str]:
    """The lines of a piece as written, but for rules, blank lines and comments at its end, and the braces, `if` and
    `endif` whose other half lies outside it. What follows an `else` of that kind is left out, too.
    """
    dropped: set[int] = set()
    opened: list[tuple[str, int]] = []
    open_ifs, other_way = 0, False
    for index in range(first, end):
        word = text.code[index].partition(" ")[0].lower()
        if word in _OPENS:
            opened.append((word, index))
            open_ifs += word == "if"
        elif word in _CLOSES:
            if opened and opened[-1][0] == _CLOSES[word]:
                opened.pop()
                open_ifs -= word == "endif"
            else:
                dropped.add(index)
                other_way = other_way and word != "endif"
        elif word in ("else", "elseif") and not open_ifs:
            other_way = True
        if other_way:
            dropped.add(index)
    dropped.update(index for _, index in opened)
    kept = [index for index in range(first, end) if index not in dropped]
    while kept and not text.code[kept[-1]]:
        kept.pop()
    found = list[str]()
    for line in (text.lines[index].rstrip() for index in kept):
        is_blank = not line or (line.lstrip()[0] == ";" and _RULE.fullmatch(line) is not None)
        if not is_blank or (found and found[-1]):
            found.append("" if is_blank else line)
    return found


def some(names: Iterable[str], most: int = 8) -> str:
    """The first names and how many more there are."""
    every = list(names)
    more = len(every) - most
    return ", ".join(every[:most]) + (f" and {more} more" if more > 0 else "")
