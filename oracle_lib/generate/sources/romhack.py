"""Reads a ROM hack in asar's dialect: hooks, which an `org` puts over the game's own code or data, and the routines and
tables that the hack adds. What a hook replaced comes from its comments, and from a disassembly where one is at hand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oracle_lib.generate.sources.assembly import Piece, Text, Users, read_texts, written
from oracle_lib.generate.sources.definitions import (
    Definitions,
    definition_items,
    equations,
    macros,
    number,
    preamble,
    values,
)
from oracle_lib.generate.sources.disassembly import Vanilla
from oracle_lib.items import Item, ItemKind
from oracle_lib.sample import Domain
from oracle_lib.verify import assemble
from oracle_lib.verify.assembler import Limits
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_LEAVES_A_PLACE = frozenset(("pushpc", "pullpc", "incsrc", "arch", "namespace", "freecode", "freedata", "freespace"))
_IS_SAID = frozenset(("print", "error", "warn", "incbin"))
_TAG = re.compile(r"@hook\b.*\bname=(\S+)")
_BANKS_OF_THE_GAME = 0x20
"""A LoROM game of 1 MiB fills banks $00-$1F; what a hack puts behind them is its own."""
_MNEMONIC = rf"(?:{'|'.join(sorted(MNEMONICS))})(?:\.[bwl])?\b"
_INSTRUCTION = re.compile(rf"^\s*{_MNEMONIC}", re.IGNORECASE | re.MULTILINE)
_REPLACED = re.compile(
    rf"bank\w{{1,8}}\.asm[^(\n]{{0,40}}\((?P<beside>[^\n]{{1,200}})\)"
    rf"|^(?:\$?[0-9A-F]{{6}}:?[ \t]+)(?:[0-9A-F]{{2}}[ \t]+){{0,4}}(?P<listed>{_MNEMONIC}.*)"
    rf"|^(?:[0-9A-F]{{2}}[ \t]+){{1,4}}(?P<bytes>{_MNEMONIC}.*)",
    re.IGNORECASE | re.MULTILINE,
)
"""What stands in a hook's comments about what it replaced: `Bank00.asm : 77 (STA $12)`, `008056: 85 12  STA $12`, or
`85 12  STA $12`."""
_LEAST_REPLACED = 4
"""The bytes of a JSL or JML, for a hook whose own size is not known."""
_MOST_EQUATIONS = 12
_LONGEST_MACRO = 20
_LIMITS = Limits(source=100_000, statements=10_000, expansion=200_000, output=0x8000)
_STAND_IN = 0x3F8000
"""What a name stands for whose value is not known: a place in another bank."""


@dataclass
class _Piece(Piece):
    """A label's piece, or what an `org` puts at a `place`, as it is written there."""

    place: str = ""
    is_hook: bool = False


def items(folder: Path, corpus: str, domain: Domain, licence: str, vanilla: Path | None = None) -> Iterator[Item]:
    """The hooks, routines and tables of the hack in `folder`, in the order of its paths and lines.

    `vanilla` is the folder of a disassembly of the game, to say what a hook replaced.
    """
    definitions, labels, pieces = Definitions(), dict[str, int](), list[_Piece]()
    for text in read_texts(folder, corpus, (".asm",), ("latin-1",)):
        pieces += _cut(text, definitions.read(text), labels)
    yield from definition_items(definitions, corpus, domain, licence)
    users, game = Users(pieces), Vanilla(vanilla) if vanilla else None
    for piece in pieces:
        if not (lines := written(piece)):
            continue
        before = preamble(piece, definitions)
        symbols = values(piece, labels, definitions, before)
        context = [*users.of(piece)]
        if piece.is_hook:
            context += _replaced(piece, lines, symbols, game)
        if defined := equations(piece, definitions)[:_MOST_EQUATIONS]:
            context += ["Defined elsewhere:", *defined]
        called = macros(piece, definitions)
        context += (macro for macro in called if macro.count("\n") < _LONGEST_MACRO)
        yield Item(
            source=piece.source(corpus, licence),
            domain=domain,
            kind=_kind(piece, called),
            text=lines,
            comment=piece.comment,
            context="\n".join(context),
            preamble=before,
            symbols=symbols,
            calls=piece.facts.leaves_for,
            accesses=tuple(piece.facts.accesses),
            address=piece.address,
        )


def _kind(piece: _Piece, called: list[str]) -> ItemKind:
    if piece.is_hook:
        return "hook"
    return "routine" if piece.facts.has_code or any(map(_INSTRUCTION.search, called)) else "table"


def _cut(text: Text, definitions: set[int], labels: dict[str, int]) -> list[_Piece]:
    """The pieces of a file but for the lines of `definitions`. Puts the labels that stand right at an `org` into
    `labels`.
    """
    found: list[_Piece] = []
    piece: _Piece | None = None
    moved = False
    for index, code in enumerate(text.code):
        if not code or index in definitions:
            continue
        word = code.partition(" ")[0].lower()
        if word in _LEAVES_A_PLACE:
            _finish(piece, found)
            piece = None
            continue
        statements = text.statements(index)
        if word == "org":
            _finish(piece, found)
            place = " ".join(statements[0].words[1:]) if statements else ""
            piece = _Piece(text, index, index, "", number(place), place=place, is_hook=True)
            moved = False
        for name in (label.rstrip(":") for statement in statements for label in statement.labels):
            if name[0] in "#.+-?":
                continue
            if piece is None or not (piece.is_empty or (piece.is_hook and piece.facts.runs_on)):
                _finish(piece, found, name)
                piece = _Piece(text, index, index, name)
            elif piece.is_empty:
                piece.symbol = name
                if piece.address is not None and not moved:
                    labels.setdefault(name, piece.address)
        moved = moved or word in ("base", "skip") or " skip " in code
        if piece and word not in _IS_SAID and (word != "assert" or "pc()" in code):
            piece.read(index)
    _finish(piece, found)
    return found


def _finish(piece: _Piece | None, found: list[_Piece], next_label: str = "") -> None:
    """Puts the piece to those `found`: alone, or with the hook right before it where it is no more than its end."""
    before = found[-1] if found else None
    if piece is None:
        return
    if piece.is_empty:
        if before and before.is_hook and not piece.is_hook and _adjoin(before, piece):
            _join(before, piece)
        return
    piece.runs_into = next_label if piece.facts.has_code and piece.facts.runs_on else ""
    if piece.is_hook:
        tag = _TAG.search(piece.comment)
        is_in_game = piece.address is None or (piece.address >> 16 & 0x7F) < _BANKS_OF_THE_GAME
        piece.is_hook = is_in_game or "@hook" in piece.comment or (not piece.symbol and piece.facts.has_code)
        goes_on = before and before.is_hook and not (piece.symbol or tag) and _adjoin(before, piece)
        if before and goes_on and _is_data(before) and _is_data(piece):
            _join(before, piece)
            return
        piece.symbol = tag[1] if tag else piece.symbol or piece.place
    found.append(piece)


def _join(before: _Piece, piece: _Piece) -> None:
    before.end = piece.end
    before.facts.take_in(piece.facts)


def _is_data(piece: _Piece) -> bool:
    return piece.facts.has_data and not piece.facts.has_code


def _adjoin(before: _Piece, piece: _Piece) -> bool:
    """Whether nothing stands between two pieces, no comment and no blank line either."""
    return before.text is piece.text and before.end == piece.first


def _replaced(piece: _Piece, text: str, symbols: Mapping[str, int], game: Vanilla | None) -> Iterator[str]:
    """What the comments of a hook and the game's own code say that it replaces."""
    said = "\n".join((piece.comment, *(piece.text.comment(index) for index in range(piece.first + 1, piece.end))))
    noted = [next(part for part in found.groups() if part) for found in _REPLACED.finditer(said)]
    if noted:
        yield "\n".join(("By its comments it replaces:", *noted))
    if game and piece.address is not None:
        size = _size(piece, text, symbols)
        symbol, lines = game.at(piece.address & 0x7FFFFF, size or _LEAST_REPLACED)
        if lines:
            puts = f"It puts {size} byte{'s' * (size != 1)} over" if size else "At its place are"
            yield "\n".join((f"{puts} these lines of the game's {symbol}:", *lines))


def _size(piece: _Piece, text: str, symbols: Mapping[str, int]) -> int:
    """The bytes that a hook puts at its place, 0 where it does not assemble by itself."""
    stand_ins = {name: _STAND_IN for name in piece.facts.names if name[0] not in "%!" and name not in piece.facts.own}
    defines = {name[1:]: str(value) for name, value in symbols.items() if name[0] == "!"}
    names = {name: value for name, value in symbols.items() if name[0] != "!"}
    assembly = assemble(text, stand_ins | names, defines=defines, backend="own", limits=_LIMITS)
    return len(assembly.blocks[0][1]) if assembly.blocks else 0
