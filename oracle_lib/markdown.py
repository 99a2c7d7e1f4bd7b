"""What others wrote as Markdown that may stand beside ours: code to the letter, and prose that pretends to be nothing
else.

Requests and answers are data. A heading of theirs stays below ours, HTML and pictures are not carried out, and an
address such as $7EF360 becomes code, because Jupyter reads what stands between two "$" as mathematics.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_SPAN_OR_ADDRESS = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<span>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)|#?\$+\w*|<|&(?=#?\w+;)|!(?=\[)",
    re.DOTALL,
)
_ESCAPED = {"<": "&lt;", "&": "&amp;", "!": "&#33;"}
_HEADING = re.compile(r"^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)#{1,6}(?=[ \t]|$)", re.MULTILINE)
_UNDERLINE = re.compile(r"^((?:[ \t>]|[-*+][ \t])*)(?=(?:=+|-+)[ \t]*$)", re.MULTILINE)
_LANGUAGE = re.compile(r"[\w+#.-]*")


class Part(NamedTuple):
    """A piece of a text: prose, or a block of code that is marked with a `language` ("" for none)."""

    text: str
    is_code: bool
    language: str = ""

    def __str__(self) -> str:
        """As Markdown."""
        if not self.is_code:
            return prose(self.text)
        longest = max((len(run) for run in re.findall(r"^[ \t]*(`+)", self.text, re.MULTILINE)), default=0)
        fence = "`" * max(3, longest + 1)
        # Jupyter keeps mathematics out of fenced blocks alone, and only of those that begin a line.
        return f"{fence}{self.language}\n{self.text}{'' if self.text.endswith(chr(10)) else chr(10)}{fence}"


def parts(text: str) -> Iterator[Part]:
    """The prose and the code of a text, in order. A block that was never closed ends with it."""
    lines, at = text.split("\n"), 0
    for token in _MARKDOWN.parse(text):
        if token.type in ("fence", "code_block") and token.map:
            first, last = token.map
            if before := "\n".join(lines[at:first]).strip():
                yield Part(before, False)
            yield Part(token.content, True, _first_language(token.info))
            at = last
    if rest := "\n".join(lines[at:]).strip():
        yield Part(rest, False)


def shown(text: str) -> str:
    """A request or an answer as Markdown."""
    return "\n\n".join(map(str, parts(text)))


def prose(text: str) -> str:
    """Prose, whatever it holds, as Markdown that is nothing but prose, lists and code."""
    below = _HEADING.sub(r"\1####", text)
    return _SPAN_OR_ADDRESS.sub(_escaped, _UNDERLINE.sub(r"\1\\", below))


def _escaped(found: re.Match[str]) -> str:
    if found["ticks"]:
        return " ".join(found[0].split("\n"))  # Jupyter knows code within one line only
    return _ESCAPED.get(found[0]) or f"`{found[0]}`"


def _first_language(info: str) -> str:
    found = _LANGUAGE.match(info.strip())
    return found[0][:20] if found else ""
