"""Reads plain 65816 sources in the form of older assemblers: labels in the first column, with or without a colon, EQU,
DB or FCB, hexadecimal as $FF or 0FFH. It knows no game and no file by name, and it looks only into the folder of
somebody who has opted in, which `sources.read_one` sees to.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from oracle_lib.generate.sources.assembly import Piece, Text, Users, read_texts, written
from oracle_lib.generate.sources.definitions import Definitions, definition_items, equations, values
from oracle_lib.items import Item
from oracle_lib.sample import Domain
from oracle_lib.verify.assembler.opcodes import MNEMONICS
from oracle_lib.verify.assembler.text import masked

_ENDINGS = (".asm", ".a65", ".s", ".src", ".inc", ".x65", ".65s")
_ENCODINGS = ("cp932", "latin-1")
"""Such sources are Japanese at least as often as not."""
_LINE = re.compile(r"(?P<label>[A-Za-z_?@.][\w?@.$]*:?)?(?:[ \t]+(?P<word>[A-Za-z_.=][\w.=]*)(?:[ \t]+(?P<rest>.*))?)?")
_EQUATES = frozenset(("equ", "equal", "set", "=", ".equ"))
_DATA = {
    **dict.fromkeys(("db", "dc.b", "defb", "byte", ".byte", ".db", "fcb", "fcc", "ascii", "hex", "dcb"), "db"),
    **dict.fromkeys(("dw", "dc.w", "defw", "word", ".word", ".dw", "fdb", "da", "dcw", "addr", ".addr"), "dw"),
    **dict.fromkeys(("dl", "dc.l", "lword", "long", ".long", ".faraddr", ".dl", "adr"), "dl"),
}
_HEX = re.compile(r"\b([0-9][0-9A-Fa-f]*)[Hh]\b")
_SIZES = re.compile(r"(?<![\w)])[<>!^|](?=[\w$%(])")
_SPACES = re.compile(r"[ \t]+")
_MOST_EQUATIONS = 12


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The routines and tables below the folder, in the order of paths and lines. A routine begins at a label that no
    code runs into, so the labels of its loops are part of it.
    """
    definitions, pieces = Definitions(), list[Piece]()
    for text in read_texts(folder, corpus, _ENDINGS, _ENCODINGS):
        read = Text(text.path, text.lines, [_in_asar_dialect(line) for line in text.lines])
        pieces += _cut(read, definitions.read(read))
    yield from definition_items(definitions, corpus, domain, licence)
    users = Users(pieces)
    for piece in pieces:
        context = [*users.of(piece)]
        if defined := equations(piece, definitions)[:_MOST_EQUATIONS]:
            context += ["Defined elsewhere:", *defined]
        yield Item(
            source=piece.source(corpus, licence),
            domain=domain,
            kind="routine" if piece.facts.has_code else "table",
            text=written(piece),
            comment=piece.comment,
            context="\n".join(context),
            symbols=values(piece, {}, definitions),
            calls=piece.facts.leaves_for,
            accesses=tuple(piece.facts.accesses),
        )


def _cut(text: Text, definitions: set[int]) -> Iterator[Piece]:
    piece: Piece | None = None
    for index, code in enumerate(text.code):
        if not code or index in definitions:
            continue
        label = code.partition(":")[0] if ":" in code.partition(" ")[0] else ""
        if label and (piece is None or not (piece.is_empty or piece.facts.runs_on)):
            if piece:
                yield piece
            piece = Piece(text, index, index, label)
        if piece:
            piece.read(index)
    if piece and not piece.is_empty:
        yield piece


def _in_asar_dialect(line: str) -> str:
    """What a line says, so that what reads asar's dialect can tell what it sets, calls and names; "" for a comment."""
    code = line[:found] if (found := masked(line).find(";")) >= 0 else line
    read = _LINE.fullmatch(code.rstrip())
    if line[:1] == "*" or not read:
        return ""
    label, word, rest = (read["label"] or "").rstrip(":"), read["word"] or "", read["rest"] or ""
    if not (rest[:1] in "\"'" or "'" in rest):
        rest = _SPACES.sub("", _SIZES.sub("", _HEX.sub(r"$\1", rest)))
    if word.lower() in _EQUATES:
        return f"{label} = {rest}"
    mnemonic = word.upper().partition(".")[0]
    word = _DATA.get(word.lower(), word.upper() if mnemonic in MNEMONICS else word)
    return " ".join(part for part in (f"{label}:" if label else "", word, rest) if part)
