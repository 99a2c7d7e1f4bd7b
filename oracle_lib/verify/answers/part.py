"""What the languages have in common when one block of an answer is read as code."""

import re
from dataclasses import dataclass

_ELLIPSIS = re.compile(r"^[ \t]*(?:;|//|#|/\*)?[ \t]*(?:\.\.\.|…)", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Part:
    """A block read as code. Names are as the language's own module writes them.

    `routines` are the names of what can be called, `defines` all names that it gives a meaning, `uses` all that it
    mentions, `calls` those of the functions that it calls. `places` are the addresses at which it puts code by itself.
    `statements` counts what is surely code. `is_whole` says that nothing seems to be left out or cut off, `comes_first`
    that others can only use what stands before them.
    """

    text: str
    routines: frozenset[str]
    defines: frozenset[str]
    uses: frozenset[str]
    calls: frozenset[str]
    places: frozenset[str]
    statements: int
    is_whole: bool
    comes_first: bool
    introduction: str


def leaves_out(text: str) -> bool:
    """Whether a line of dots, alone or in a comment, stands for code that is not shown."""
    return bool(_ELLIPSIS.search(text))
