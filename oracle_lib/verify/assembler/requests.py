"""Which files a text could make asar read: by any of its lines, whether our own assembler has run the line or not.

asar may go another way than ours did, so macros that nothing calls, lines that are skipped and words built of defines
count. Comments and plain strings do not.
"""

import re
from collections.abc import Iterator

from oracle_lib.verify.assembler.files import SourceFile
from oracle_lib.verify.assembler.model import StatementFault
from oracle_lib.verify.assembler.opcodes import Statement, read_line
from oracle_lib.verify.assembler.text import COLON, dequote, masked, split

_DIRECTIVES = ("incsrc", "incbin", "table")
_FUNCTIONS = ("filesize", "getfilestatus", "readfile", "canreadfile")
_NAMES = (*_DIRECTIVES, *_FUNCTIONS)
_ANY = re.compile(rf"(?i)\b(?:{'|'.join(_DIRECTIVES)})\b(?!:)|{'|'.join(_FUNCTIONS)}")
_FUNCTION = re.compile(rf"(?i)(?:{'|'.join(_FUNCTIONS)})\w*")
_FIRST_ARGUMENT = re.compile(r'\(("[^"]*")[,)]')
_REPLACED = r"!(?:\w+|\{(?:[^{}]|\{[^{}]*\})*\})|<[^<> :][^<>:]*>"
_REPLACEMENT = re.compile(_REPLACED)
_BUILT = re.compile(rf"(\w*)(?:{_REPLACED})(\w*)(?=({_REPLACED})?)")
_APPENDED = re.compile(rf" \+= \"?(\w*)(?=({_REPLACED})?)")


def requests(source: SourceFile) -> Iterator[tuple[int, str, str | None]]:
    """The index of each line that may ask for a file, the word that does, and the file's name where it is certain."""
    for index, line in enumerate(source.lines):
        if "!" in line or "<" in line or "%" in line or _ANY.search(line):
            yield from ((index, word, name) for word, name in _of_line(line))


def _of_line(line: str) -> Iterator[tuple[str, str | None]]:
    try:
        statements = read_line(line)
    except StatementFault:
        yield line[:40], None
        return
    if _builds_a_name(line):
        yield "a word built of defines", None
    replaces = bool(_REPLACEMENT.search(line)) or ("'" in line and '"' in line)
    for statement in statements:
        # What a define or an argument brings can end a statement or a string, and it can lead a statement itself.
        if statement.text.startswith("%") or (replaces and _REPLACEMENT.search(statement.text)):
            yield from ((found[0], None) for found in _ANY.finditer(statement.text))
        else:
            yield from _of_statement(statement)
            hidden = _ANY.search(statement.text) if replaces else None
            if hidden and not _ANY.search(masked(statement.text)):
                yield hidden[0], None


def _of_statement(statement: Statement) -> Iterator[tuple[str, str | None]]:
    for position, word in enumerate(statement.words):
        key = word.lower().lstrip("@")
        if key in _DIRECTIVES:
            yield key, _file_name(key, statement.words[position + 1 : position + 2])
        if word[:1].isalnum() and word[-1] != ":":
            break  # no label: what follows is its operand
    defines = "function" in statement.text.lower()  # a parameter's name is replaced in strings, too
    for found in _FUNCTION.finditer(masked(statement.text)):
        argument = None if defines else _FIRST_ARGUMENT.match(statement.text, found.end())
        yield found[0], _unquoted(argument[1]) if argument else None


def _file_name(key: str, operand: tuple[str, ...]) -> str | None:
    text = operand[0] if operand else ""
    if key == "incbin":
        text = split(text, COLON)[0]
    elif key == "table" and text[-4:].lower() in (",ltr", ",rtl"):
        text = text[:-4]
    return _unquoted(text)


def _unquoted(text: str) -> str | None:
    try:
        return dequote(text)
    except StatementFault:
        return None


def _builds_a_name(line: str) -> bool:
    """Whether defines or arguments that touch letters or each other could make one of the names that ask for files."""
    for before, after, more in _BUILT.findall(line):
        if before and any(name.startswith(before.lower()) for name in _NAMES):
            return True
        if _continues(after.lower(), bool(more)):
            return True
    return any(_continues(value.lower(), bool(more)) for value, more in _APPENDED.findall(line))


def _continues(letters: str, more: bool) -> bool:
    """Whether a name can go on with these letters behind a replacement; `more`: another one follows them."""
    if not letters:
        return more
    part = letters.rstrip("1234")  # sizes, behind a name that is whole without them
    return bool(part) and any(part in name if more else name.endswith(part) for name in _NAMES)
