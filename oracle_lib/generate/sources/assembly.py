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
from oracle_lib.verify.assembler.model import StatementFault
from oracle_lib.verify.assembler.opcodes import Statement, read_line
from oracle_lib.verify.assembler.text import lines_of, masked
from oracle_lib.verify.assembler.uses import Uses

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
class Piece:
    """What belongs to one label or place: the lines of a text from `first` to `end`, and what they say."""

    text: Text
    first: int
    end: int
    symbol: str
    address: int | None = None
    runs_into: str = ""
    facts: Uses = field(default_factory=Uses)

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


def written(piece: Piece) -> str:
    """The lines of a piece as written, "" where none is left: without rules, blank lines and comments at its end, the
    braces, `if` and `endif` whose other half lies outside it, and what follows an `else` of that kind.
    """
    text, alone = piece.text, _without_other_half(piece)
    kept = [index for index in range(piece.first, piece.end) if index not in alone]
    while kept and not text.code[kept[-1]]:
        kept.pop()
    found = list[str]()
    for line in (text.lines[index].rstrip() for index in kept):
        is_blank = not line or (line.lstrip()[0] == ";" and _RULE.fullmatch(line) is not None)
        if not is_blank or (found and found[-1]):
            found.append("" if is_blank else line)
    return "\n".join(found)


def _without_other_half(piece: Piece) -> set[int]:
    """The lines that hold nothing but a block's beginning or end, of a block that is not whole, and the other way of an
    `else`.
    """
    found: set[int] = set()
    opened: list[tuple[str, int]] = []
    open_ifs, other_way = 0, False
    for index in range(piece.first, piece.end):
        words = [statement.words[0].lower() for statement in piece.text.statements(index)]
        for word in words:
            if word in _OPENS:
                opened.append((word, index if len(words) == 1 else -1))
                open_ifs += word == "if"
            elif word in _CLOSES and opened and opened[-1][0] == _CLOSES[word]:
                opened.pop()
                open_ifs -= word == "endif"
            elif word in _CLOSES:
                found.add(index if len(words) == 1 else -1)
                other_way = other_way and word != "endif"
            elif word in ("else", "elseif") and not open_ifs:
                other_way = True
        if other_way:
            found.add(index)
    found.update(index for _, index in opened)
    return found


def some(names: Iterable[str], most: int = 8) -> str:
    """The first names and how many more there are."""
    every = list(names)
    more = len(every) - most
    return ", ".join(every[:most]) + (f" and {more} more" if more > 0 else "")
