"""Which of the blocks with an `org` are the patch that an answer means, where some replace others, partly or wholly."""

import re
from collections.abc import Sequence
from itertools import pairwise

from oracle_lib.verify.answers import asm
from oracle_lib.verify.answers.blocks import Block
from oracle_lib.verify.answers.part import Part, leaves_out
from oracle_lib.verify.answers.standing import Standing, headings_of, standing_of
from oracle_lib.verify.assembler.text import lines_of

_NESTS = re.compile(
    r"^[ \t]*(?:pushpc|pullpc|if|while|for|rep|namespace|pushns|macro|struct|base)\b", re.MULTILINE | re.IGNORECASE
)
_ORG = re.compile(r"[ \t]*org[ \t]", re.IGNORECASE)


def patch(parts: Sequence[Part], entry: int | None) -> tuple[list[Part], list[Part]]:
    """The parts that make up the patch, in order, and all parts, both without what other parts replace.

    Options and what is called wrong (`Standing`), with what follows without a word on it, make way for other versions
    of the same places. What then comes later, or is announced as the answer, replaces what other blocks put at the same
    `org` or under the same label; what only repeats lines of an earlier piece is an excerpt.
    """
    blocks = [_pieces(part) for part in parts]
    standings = _standings(parts)
    good = {place for part, standing in zip(parts, standings, strict=True) if standing > 1 for place in part.places}
    low = {place for part, standing in zip(parts, standings, strict=True) if standing < 2 for place in part.places}
    asked = entry is not None and asm.place(f"${entry:06X}") in good
    meant = [
        [piece for piece in pieces if piece.places]
        if standing >= Standing.NEUTRAL or not good or not (asked or low & good)
        else []
        for pieces, standing in zip(blocks, standings, strict=True)
    ]
    meant = _without_excerpts(meant, standings)
    meant = _without_replaced(meant, standings)
    chosen: list[Part] = []
    every: list[Part] = []
    for part, pieces, standing, kept in zip(parts, blocks, standings, meant, strict=True):
        if not kept and part.places and standing >= Standing.NEUTRAL:
            every += [piece for piece in pieces if not piece.places]
            continue
        stays = set(kept)
        left = [piece for piece in pieces if not piece.places or piece in stays]
        rest = part if len(left) == len(pieces) or not kept else asm.read(Block("".join(piece.text for piece in left)))
        every.append(rest)
        chosen += [rest] if kept else []
    return chosen, every


def _pieces(part: Part) -> list[Part]:
    """The part from `org` to `org`, the first piece being what stands before, unless something encloses several."""
    if len(part.places) < 2 or _NESTS.search(part.text):
        return [part]
    lines = part.text.splitlines(keepends=True)
    cuts, first = {0, len(lines)}, 0
    for number, line in enumerate(lines):
        if _ORG.match(line):
            cuts.add(first)
        if line.strip() and not line.lstrip().startswith(";"):
            first = number + 1
    return [asm.read(Block("".join(lines[begin:end]))) for begin, end in pairwise(sorted(cuts))]


def _standings(parts: Sequence[Part]) -> list[Standing]:
    standings: list[Standing] = []
    last_headings: list[str] = []
    for part in parts:
        said = standing_of(part.introduction, part.text)
        headings, before = headings_of(part.introduction), standings[-1] if standings else said
        goes_on = said == Standing.NEUTRAL and (
            not part.introduction or (before < Standing.NEUTRAL and headings == last_headings)
        )
        last_headings = headings
        standings.append(before if goes_on else said)
    return standings


def _without_excerpts(blocks: Sequence[list[Part]], standings: Sequence[Standing]) -> list[list[Part]]:
    """The pieces but for those that show lines of an earlier piece at their place, or how to call it."""
    earlier: dict[frozenset[str], Part] = {}
    kept: list[list[Part]] = []
    for pieces, standing in zip(blocks, standings, strict=True):
        kept.append([])
        for piece in pieces:
            before = earlier.get(piece.places)
            if before and (leaves_out(piece.text) or before.routines & (piece.uses - piece.routines)):
                continue
            if not before or standing == Standing.ANSWER or not _code(piece) <= _code(before):
                kept[-1].append(piece)
        earlier |= {piece.places: piece for piece in kept[-1]}
    return kept


def _code(piece: Part) -> frozenset[str]:
    return frozenset(lines_of(piece.text))


def _without_replaced(blocks: Sequence[list[Part]], standings: Sequence[Standing]) -> list[list[Part]]:
    kept: list[list[Part]] = [[] for _ in blocks]
    places, routines = set[str](), set[str]()
    for index in sorted(range(len(blocks)), key=lambda index: (standings[index], index), reverse=True):
        for piece in blocks[index]:
            is_replaced = piece.places <= places or (len(piece.places) == 1 and piece.routines & routines)
            if not is_replaced:
                kept[index].append(piece)
        for piece in kept[index]:
            places |= piece.places
            routines |= piece.routines
    return kept
