"""Routes a question to the experts whose keywords it holds. Looks only at words: it knows no model and no grammar, so
"no bug" counts as "bug".
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import prod

from oracle_lib import OracleError
from oracle_lib.params import Expert, load_council, load_expert

MAX_QUESTION = 20_000
"""Characters of a question that are read; what a question is about shows in its beginning."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for an expert: the question's words, and the confidence in [0, 1) that they give together."""

    expert: str
    threshold: float
    confidence: float
    words: tuple[str, ...]

    @property
    def suffices(self) -> bool:
        return self.confidence >= self.threshold

    def __str__(self) -> str:
        words = ", ".join(map(repr, self.words))
        return f"{self.expert} {self.confidence:.2f} for {words} (asked from {self.threshold:.2f})"


@dataclass(frozen=True)
class Route:
    """Who answers a question: (expert, confidence) with the surest first, and why in plain words."""

    experts: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True)
class Router:
    """Asks each of `experts` whose evidence reaches its threshold, at most `most` of them, else the expert `default`.

    Each keyword found, in whichever of its forms and however often, is independent evidence of its weight w, so the
    confidence is the noisy-or 1 - (1 - w1)(1 - w2)… (Pearl 1988, 4.3.2).
    """

    experts: tuple[Expert, ...]
    default: Expert
    most: int

    def route(self, question: str) -> Route:
        """Raises `OracleError` for a question without a word."""
        words = _words(question)
        if not words:
            raise OracleError("the question is empty; ask the council something")
        evidence = [_evidence(expert, words) for expert in self.experts]
        ranked = sorted((found for found in evidence if found.suffices), key=lambda found: -found.confidence)
        chosen, dropped = ranked[: self.most], ranked[self.most :]
        if not chosen:
            why = "; ".join(str(found) for found in evidence if found.words) or "it has no keyword of any expert"
            reason = f"no expert is sure enough, so {self.default.name} answers by default: {why}"
            return Route(((self.default.name, _evidence(self.default, words).confidence),), reason)
        reason = "; ".join(map(str, chosen))
        if dropped:
            reason += f"; left out, because at most {self.most} may answer: {'; '.join(map(str, dropped))}"
        return Route(tuple((found.expert, found.confidence) for found in chosen), reason)


def load_router(experts: Iterable[str] | None = None) -> Router:
    """The council's router, over the experts that params/council.yaml names or over those given."""
    council = load_council()
    members = tuple(load_expert(name) for name in experts or council.experts)
    return Router(members, load_expert(council.default), council.max_experts)


def _words(question: str) -> list[str]:
    """The question's words in their order: letters and digits, without regard to case, width or ligatures."""
    text = unicodedata.normalize("NFKC", question[:MAX_QUESTION]).casefold()
    return re.findall(r"[^\W_]+", text)


def _evidence(expert: Expert, words: list[str]) -> Evidence:
    found: dict[str, str] = {}
    forms = _forms(tuple(expert.keywords))
    for word in words:
        if word in forms:
            found.setdefault(forms[word], word)
    confidence = 1.0 - prod(1 - expert.keywords[keyword] for keyword in found)
    return Evidence(expert.name, expert.threshold, round(confidence, 4), tuple(found.values()))


@cache
def _forms(keywords: tuple[str, ...]) -> dict[str, str]:
    """Every word that counts as one of `keywords`, with the keyword it counts as."""
    return {form: keyword for keyword in keywords for word in keyword.split("/") for form in _inflections(word)}


def _inflections(word: str) -> set[str]:
    """The word, its singular or plural, and its forms in -ed and -ing by the rules of English spelling. Forms that no
    one uses are harmless: a question never holds them.
    """
    forms = {word, f"{word}s"}
    if word.endswith("s") and len(word) > 4:
        forms.add(word[:-1])
    if re.search(r"(s|x|z|ch|sh)$", word):
        forms.add(f"{word}es")
    if re.search(r"[^aeiou]y$", word):
        forms.add(f"{word[:-1]}ies")
    stem = word
    if word.endswith("e"):
        stem = word[:-1]
    elif re.search(r"(^|[^aeiou])[aeiou][^aeiouwxy]$", word):
        stem = word + word[-1]
    return forms | {f"{stem}ed", f"{stem}ing", f"{word}ed", f"{word}ing"}
