"""Cutting source text the way asar does: comments, lines, statements, words and arguments, all aware of quotes."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from oracle_lib.verify.assembler.model import StatementFault, syntax

T = TypeVar("T")

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""What can name a macro, a function, a struct or a parameter."""
LABEL = r"\??\.*[A-Za-z0-9_][A-Za-z0-9_.]*"
"""A label as an expression names it."""
RELATIVE = re.compile(r"\??(?:\++|-+)(?=\)|\Z)")
"""A `+` or `-` label where it is all that an expression, or what stands in its parentheses, consists of."""
REFERENCE = re.compile(rf"(?P<label>{LABEL})(?:\[(?P<index>[^\][]*)\](?P<field>(?:\.[A-Za-z0-9_.]*)?))?")
"""Any other label in an expression, such as `Main`, `.loop` or `Struct[1].field`."""
_QUOTED = r'"[^"]*"|\'(?:\'\'|[^\'][^\']*\')'
_QUOTES = re.compile(_QUOTED)
_SPACES = re.compile(rf"({_QUOTED})|(,)[ \t]+|[ \t]{{2,}}|\t")
_SPACE = re.compile(" ")
COLON = re.compile(":")
_COMMENT = re.compile(";(?!@)")
_NO_COMMENT = re.compile(";@")
_MACRO_BORDER = re.compile(r"(?i)(?:end)?macro\b")
_NESTING = re.compile("[(),]")


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Cache what a function makes of short texts; long ones are no routine's lines and would fill the memory."""
    cached = lru_cache(maxsize=8192)(function)

    @wraps(function)
    def call(text: str) -> T:
        return cached(text) if len(text) < 256 else function(text)

    return call


def has_quotes(text: str) -> bool:
    return '"' in text or "'" in text


def masked(text: str) -> str:
    """The text with nulls, which no source has, in place of its quoted parts."""
    return _QUOTES.sub(lambda quoted: "\0" * len(quoted[0]), text) if has_quotes(text) else text


def quotes_match(text: str) -> bool:
    return not has_quotes(masked(text))


def clean(text: str) -> str:
    """One space between words, none after a comma, none at the ends; quoted parts stay as they are."""
    if ", " in text or "  " in text or "\t" in text:
        text = _SPACES.sub(lambda found: found[1] or found[2] or " ", text)
    return text.strip(" ")


def split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The parts between separators outside quotes."""
    parts, start = [], 0
    for found in separator.finditer(masked(text)):
        parts.append(text[start : found.start()])
        start = found.end()
    return [*parts, text[start:]]


@remembered
def words(statement: str) -> tuple[str, ...]:
    return tuple(split(statement, _SPACE))


def split_arguments(text: str) -> list[str]:
    """Split at commas outside quotes and parentheses."""
    if "(" not in text and ")" not in text and not has_quotes(text):
        return text.split(",")
    mask = masked(text)
    parts, start, depth = [], 0, 0
    for found in _NESTING.finditer(mask):
        depth += {"(": 1, ")": -1, ",": 0}[found[0]]
        if depth < 0:
            break
        if found[0] == "," and depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    if depth or has_quotes(mask):
        raise syntax("mismatched parentheses or quotes", text)
    return [*parts, text[start:]]


def is_balanced(text: str) -> bool:
    """Whether quotes and parentheses outside them match."""
    try:
        split_arguments(text)
    except StatementFault:
        return False
    return True


def dequote(text: str) -> str:
    """The content of a quoted string (`""` in it is one quote); text without quotes stays as it is."""
    if not text.startswith('"'):
        return text
    content = text[1:-1]
    if len(text) < 2 or not text.endswith('"') or '"' in content.replace('""', ""):
        raise syntax(f"garbage near the quoted string {text[:40]}", text)
    return content.replace('""', '"')


def lines_of(text: str) -> list[str]:
    """The lines of a file without comments (asar reads on behind `;@`). A line that ends in a comma takes in the next,
    and then so does one that ends in a backslash, unless it begins or ends a macro; what is taken in leaves an empty
    line."""
    lines: list[list[str]] = []
    last = [""]
    for line in text.removeprefix("\ufeff").replace("\r", "").split("\n"):
        if ";@" in line:
            line = " @".join(split(split(line, _COMMENT)[0], _NO_COMMENT))
        elif (comment := masked(line).find(";")) >= 0:
            line = line[:comment]
        parts = [clean(line)]
        lines.append(parts)
        if parts[0] and last[-1].endswith(","):
            last.append(parts.pop())
        elif parts[0]:
            last = parts
    return _without_backslashes(["".join(parts) for parts in lines])


def _without_backslashes(lines: list[str]) -> list[str]:
    first, parts = 0, list[str]()
    for number, line in enumerate(lines):
        goes_on = len(line) > 1 and line.endswith("\\") and (parts or not _MACRO_BORDER.match(line))
        if goes_on or parts:
            first = first if parts else number
            parts.append(line[:-1] if goes_on else line)
            lines[number] = ""
            if not goes_on or number + 1 == len(lines):
                lines[first] = clean("".join(parts))
                parts.clear()
    return lines
