"""Cutting source text the way asar does: comments, joined lines, statements, words, arguments, all aware of quotes."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from oracle_lib.verify.assembler.model import Kind, Problem

T = TypeVar("T")

_QUOTED = r'"[^"]*"|\'(?:\'\'|[^\'][^\']*\')'
_QUOTED_OR_COMMA = re.compile(rf"({_QUOTED})|, +")
_QUOTED_OR_SPACES = re.compile(rf"({_QUOTED})| {{2,}}")
_QUOTED_OR_SPACE = re.compile(rf"({_QUOTED})| ")
_QUOTED_OR_COLONS = re.compile(rf"({_QUOTED})|: (?=:)")
_COMMENT = re.compile(r"\"[^\"]*\"|'''|'[^']*'|(;)|(\t)|[\"']")
_PIECES = re.compile(rf"{_QUOTED}|[\"']|[^\"']+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Cache what a function makes of short texts; long ones are no routine's lines and would fill the memory."""
    cached = lru_cache(maxsize=8192)(function)

    @wraps(function)
    def call(text: str) -> T:
        return cached(text) if len(text) < 256 else function(text)

    return call


def is_name(text: str) -> bool:
    """Whether `text` can name a label, a macro or a parameter."""
    return _NAME.match(text) is not None


def has_quotes(text: str) -> bool:
    return '"' in text or "'" in text


def quotes_match(text: str) -> bool:
    return not has_quotes(text) or not any(piece in ('"', "'") for piece in _PIECES.findall(text))


def clean(text: str) -> str:
    """One space between words, none after a comma, none at the ends; quoted parts stay as they are."""
    if has_quotes(text):
        text = _QUOTED_OR_COMMA.sub(lambda match: match[1] or ",", text)
        text = _QUOTED_OR_SPACES.sub(lambda match: match[1] or " ", text)
        return text.strip(" \t")
    if ", " in text:
        text = re.sub(", +", ",", text)
    if "  " in text:
        text = re.sub(" {2,}", " ", text)
    return text.strip(" \t").replace("\t", " ")


def without_spaces(text: str) -> str:
    """`clean`, then no space outside quotes at all (the arguments of a macro call)."""
    return _QUOTED_OR_SPACE.sub(lambda match: match[1] or "", clean(text))


def split(text: str, separator: str) -> list[str]:
    """Split outside quotes."""
    if not has_quotes(text):
        return text.split(separator)
    parts, start, at = [], 0, 0
    pattern = re.compile(rf"{_QUOTED}|({re.escape(separator)})")
    while match := pattern.search(text, at):
        if match[1]:
            parts.append(text[start : match.start()])
            start = match.end()
        at = match.end()
    parts.append(text[start:])
    return parts


def split_arguments(text: str) -> list[str]:
    """Split at commas outside quotes and parentheses."""
    if not has_quotes(text) and "(" not in text and ")" not in text:
        return text.split(",")
    parts, start, depth = [], 0, 0
    for match in re.finditer(rf"{_QUOTED}|[(),\"']", text):
        token = match[0]
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
        elif token == "," and depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
        if depth < 0 or token in ('"', "'"):
            break
    else:
        if depth == 0:
            return [*parts, text[start:]]
    raise Problem(Kind.SYNTAX, "mismatched parentheses or quotes", text)


def is_balanced(text: str) -> bool:
    """Whether quotes and parentheses outside them match."""
    try:
        split_arguments(text)
    except Problem:
        return False
    return True


def dequote(text: str) -> str:
    """The content of a quoted string (`""` in it is one quote); text without quotes stays as it is."""
    if not text.startswith('"'):
        return text
    content = text[1:-1]
    if len(text) < 2 or not text.endswith('"') or '"' in content.replace('""', ""):
        raise Problem(Kind.SYNTAX, f"garbage near the quoted string {text[:40]}", text)
    return content.replace('""', '"')


def source_lines(text: str) -> list[str]:
    """The lines of a file without comments; a line that ends in a comma takes in the next, which becomes empty."""
    lines = text.removeprefix("\ufeff").replace("\r", "").split("\n")
    for index, line in enumerate(lines):
        if has_quotes(line) or ";@" in line:
            lines[index] = _without_comment(line)
            continue
        cut = line.find(";")
        lines[index] = (line if cut < 0 else line[:cut]).replace("\t", " ").strip(" ")
    for index, line in enumerate(lines):
        joined, following = [line], index + 1
        while joined[-1].endswith(",") and following < len(lines) and quotes_match(joined[-1]):
            if lines[following]:
                joined.append(lines[following])
                lines[following] = ""
            following += 1
        if len(joined) > 1:
            lines[index] = "".join(joined)
    return lines


def _without_comment(line: str) -> str:
    start = 0
    while match := _COMMENT.search(line, start):
        start = match.end()
        if match[2] or (match[1] and line.startswith("@", start)):
            line = f"{line[: match.start()]} {line[start:]}"
        elif match[1]:
            line = line[: match.start()]
        elif match[0] in ('"', "'"):
            break
    return line.strip(" ")


def continued(lines: list[str], index: int) -> tuple[str, int]:
    """The line at `index` joined with those after it while they end in a backslash, and how many were taken in."""
    taken, parts = 0, []
    for line in lines[index:]:
        stripped = line.rstrip(" ;\t")
        if not (len(stripped) > 1 and stripped.endswith("\\")):
            parts.append(stripped if len(stripped) > 1 else line[:1])
            return "".join(parts), taken
        parts.append(stripped[:-1])
        taken += 1
    return "".join(parts), taken - 1


def statements(line: str) -> list[str]:
    """The statements between ` : ` of a line."""
    if ":" not in line:
        return [line]
    if ": :" in line:
        line = _QUOTED_OR_COLONS.sub(lambda match: match[1] or ":  ", line)
    return [part.strip(" ") for part in split(line, " : ")]


@remembered
def words(statement: str) -> tuple[str, ...]:
    """A statement's words, split at single spaces outside quotes."""
    return tuple(split(statement, " "))
