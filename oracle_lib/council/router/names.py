"""Finds the experts that a question asks for by name: "ask yaze", "@sheik", "Impa, is that right?". A name that is only
mentioned is no request: Zelda is also somebody in the game, and YAZE also an editor.
"""

import re
from collections.abc import Iterable

from oracle_lib.params import Expert

_BETWEEN = r"(?:\s*(?:,|&|and|und|et|y|e|or)\s*(?:and\s+)?)"
_BEGINNING = r"(?:^|[.!?;\n]\s*|\b(?:and|then|please|can you|could you|you should|let's|I'd|I would)\s+)"


class Names:
    """Every name of the experts, and the ways to ask for one."""

    def __init__(self, experts: Iterable[Expert]) -> None:
        self._meant = {name.casefold(): expert.name for expert in experts for name in _called(expert)}
        one = rf"@?(?:{'|'.join(sorted(map(re.escape, self._meant), key=lambda name: (-len(name), name)))})"
        several = rf"(?P<names>{one}\b(?:{_BETWEEN}{one}\b)*)"
        self._one = re.compile(rf"(?<![\w-]){one}(?![\w-])", re.IGNORECASE)
        self._requests = [
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                rf"^\W*(?:(?:hey|hi|hello|dear|ok|so)\s+)?{several}\s*(?:[,:]|\s[-\u2013\u2014]\s|\bplease\b)",
                rf"{_BEGINNING}(?:ask|consult|query|summon|(?:route|send|hand) (?:this|it) to)"
                rf"\s+(?:both\s+)?(?:the\s+)?{several}",
                rf"\b(?:a\s+)?question (?:for|to)\s+{several}",
                rf"\b(?:let|have|want|like|need)\s+{several}\s+(?:to\s+)?"
                r"(?:answer|check|decide|find|fix|handle|help|look|review|tell|take|explain|do|join)\b",
                rf"(?<!\w)(?P<names>@{one[2:]})(?![\w-])",
            )
        ]
        whole = [name for name in self._meant if "-" in name]
        self._whole = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, whole))})(?![\w-])", re.IGNORECASE)

    def asked_for(self, question: str) -> tuple[str, ...]:
        """The experts that the question asks for, in the order it names them."""
        found = [match["names"] for request in self._requests for match in request.finditer(question)]
        names = [name for part in found for name in self._one.findall(part)]
        names += self._whole.findall(question)
        return tuple(dict.fromkeys(self._meant[name.lstrip("@").casefold()] for name in names))


def _called(expert: Expert) -> tuple[str, ...]:
    """All names of the expert, and what its character is called: the first part of its name."""
    return (*expert.names, expert.name.partition("-")[0])
