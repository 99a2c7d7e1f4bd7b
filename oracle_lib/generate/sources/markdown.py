"""Reads a folder of Markdown, lore and notes: its sections, each of a size that a question can be asked about. What the
text says is not its business.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from markdown_it import MarkdownIt

from oracle_lib.generate.sources.folder import tell_counts, texts_of
from oracle_lib.items import Item
from oracle_lib.sample import Domain, Source

_ENDINGS = (".md", ".markdown")
_LEAST = 300
"""Characters: a shorter section is joined to what follows it, for it gives a question too little to stand on."""
_MOST = 4_000
"""Characters: a longer section is split between its paragraphs, for a teacher asks about its beginning alone."""
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n)*?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)")
_MARKS = re.compile(r"[*_`]+|\[([^\]]*)\]\([^)]*\)|<[^>]*>")
_LONGEST_HEADING = 120
_BLOCKS = MarkdownIt("commonmark").disable(["inline", "text_join"], True)
"""Finds headings, paragraphs and code blocks; what stands in a line does not matter here."""


@dataclass(frozen=True)
class _Block:
    """Lines that belong together, from the line of that number on; of a code block, how it is closed."""

    line: int
    lines: list[str]
    fence: str = ""


@dataclass(frozen=True)
class _Section:
    """The blocks from one heading to the next, with the headings that lead there."""

    headings: tuple[str, ...]
    blocks: list[_Block]

    @property
    def text(self) -> str:
        return _text_of(self.blocks)

    def followed_by(self, other: "_Section") -> "_Section":
        """Both as one section, under the headings that they share."""
        shared = [one for one, same in zip(self.headings, other.headings, strict=False) if one == same]
        return _Section(tuple(shared) or self.headings, self.blocks + other.blocks)


def items(folder: Path, corpus: str, domain: Domain, licence: str) -> Iterator[Item]:
    """The sections of the Markdown files below the folder, in order. The symbol is the path of headings; of a section
    that had to be split, the number of the part stands behind it. Says how many files were too short to give any.
    """
    too_short = 0
    for path, text in texts_of(folder, _ENDINGS, corpus):
        sections = _joined(_sections(text))
        if sum(len(section.text) for section in sections) < _LEAST:
            too_short += 1
            continue
        for section in sections:
            parts = _split(section.blocks)
            symbol = " > ".join(section.headings) or Path(path).stem
            for number, part in enumerate(parts, 1):
                yield Item(
                    source=Source(
                        corpus=corpus,
                        path=path,
                        line=part[0].line,
                        symbol=f"{symbol} ({number} of {len(parts)})" if len(parts) > 1 else symbol,
                        licence=licence,
                    ),
                    domain=domain,
                    kind="document",
                    text=_text_of(part),
                )
    tell_counts(corpus, {f"files of fewer than {_LEAST} characters": too_short} if too_short else {})


def _sections(text: str) -> list[_Section]:
    """What stands under each heading, without front matter and without sections that hold nothing."""
    front = _FRONT_MATTER.match(text)
    before = text.count("\n", 0, front.end()) if front else 0
    lines = ["", *text.split("\n")[before:]]
    tokens = _BLOCKS.parse("\n".join(lines))
    starts = [(token.map[0], place) for place, token in enumerate(tokens) if token.level == 0 and token.map]
    sections = [_Section((), [])]
    levels: list[tuple[int, str]] = []
    for (start, place), (end, _) in pairwise([*starts, (len(lines), 0)]):
        token = tokens[place]
        if token.type == "heading_open":
            level = int(token.tag[1:])
            levels = [*(one for one in levels if one[0] < level), (level, _title(tokens[place + 1].content))]
            sections.append(_Section(tuple(title for _, title in levels if title), []))
        fence = token.markup if token.type == "fence" else ""
        sections[-1].blocks.append(_Block(before + start, lines[start:end], fence))
    return [section for section in sections if section.text]


def _title(written: str) -> str:
    return " ".join(_MARKS.sub(r"\1", written[:_LONGEST_HEADING]).split())


def _joined(sections: Sequence[_Section]) -> list[_Section]:
    """The sections, short ones together with what follows them, and the last with what stands before it."""
    joined: list[_Section] = []
    for section in sections:
        if joined and len(joined[-1].text) < _LEAST:
            joined[-1] = joined[-1].followed_by(section)
        else:
            joined.append(section)
    if len(joined) > 1 and len(joined[-1].text) < _LEAST:
        joined[-2:] = [joined[-2].followed_by(joined[-1])]
    return joined


def _split(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """The blocks in parts of at most `_MOST` characters; a short last one stays with the one before."""
    parts: list[list[_Block]] = []
    size = 0
    for block in chain.from_iterable(map(_pieces, blocks)):
        length = sum(len(line) + 1 for line in block.lines)
        if not parts or size + length > _MOST:
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += length
    if len(parts) > 1 and len(_text_of(parts[-1])) < _LEAST:
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts


def _pieces(block: _Block) -> Iterator[_Block]:
    """The block, or its lines in pieces where it is too long. A piece of a code block is a code block again."""
    if len(_text_of([block])) <= _MOST:
        yield block
        return
    opened, closed, lines = [], [], block.lines
    if block.fence:
        opened, closed = lines[:1], [block.fence]
        lines = lines[1:]
        while lines and lines[-1].strip() in ("", block.fence):
            lines = lines[:-1]
    cut = [line[start : start + _MOST] for line in lines for start in range(0, max(1, len(line)), _MOST)]
    piece: list[str] = []
    size, at = 0, block.line
    for number, line in enumerate(cut):
        if piece and size + len(line) > _MOST:
            yield _Block(at, [*opened, *piece, *closed], block.fence)
            piece, size, at = [], 0, min(block.line + number, block.line + len(block.lines))
        piece.append(line)
        size += len(line) + 1
    yield _Block(at, [*opened, *piece, *closed], block.fence)


def _text_of(blocks: Sequence[_Block]) -> str:
    return "\n".join(line for block in blocks for line in block.lines).strip("\n")
