"""Whether what is said of a piece with a defect names the defect: what was put in is known. What else is said of the
piece, right or wrong, is no matter of this module.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from oracle_lib.generate.briefs.asks import Language
from oracle_lib.generate.briefs.text import bare, comments, tokens
from oracle_lib.generate.requests import Unusable
from oracle_lib.items import Item

_RUN = 3
"""Words in a row that are no chance: of the diagnosis or the assembler's message, or tokens of the code."""


@dataclass(frozen=True)
class _Part:
    """The lines of a piece that the other one, with the defect or without, has otherwise, as tokens; those from `start`
    to `end` differ.
    """

    lines: list[str]
    start: int
    end: int
    other: list[str]

    @property
    def differing(self) -> list[str]:
        return self.lines[self.start : self.end]

    def is_named(self, answer: list[str]) -> bool:
        """Whether an answer gives so much of it, with all that differs, as does not stand in the other piece."""
        return any(
            _stands(form, answer) and not _stands(form, self.other)
            for start in range(self.start + 1)
            for end in range(max(self.end, start + 1), len(self.lines) + 1)
            if (form := self.lines[start:end])
        )


def refuse_unaware(said: str, item: Item, language: Language) -> None:
    """Raises `Unusable` where an answer about a piece with a defect does not name it.

    It has to give what stands in the sound piece alone. Where that is too short to be told from the rest of the code,
    such as `LDA` for `LAD`, it has to give it beside its quotations of the code and together with what stands in the
    defective piece alone, or with words of the diagnosis or of the assembler.
    """
    wrong, right = _parts(item, language)
    answer = _tokens(said)
    if right.is_named(answer):
        return
    shown = bare(item.text, language)
    messages = (item.comment, *comments(item.text, language))  # the assembler's stand below the code
    told = any(_shares_words(message, said, shown) for message in messages)
    where = answer if told else _without(answer, right.other) if wrong.is_named(answer) else []
    if not right.differing or not _stands(right.differing, where):
        raise Unusable("the answer does not name the defect of the code that it is about")


def _parts(item: Item, language: Language) -> tuple[_Part, _Part]:
    """What the defect changed, as it is and as it has to be."""
    shown, sound = (bare(text, language).splitlines() for text in (item.text, item.context))
    blocks = SequenceMatcher(None, shown, sound, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    wrong = _tokens("\n".join(line for _, start, end, _, _ in changed for line in shown[start:end]))
    right = _tokens("\n".join(line for _, _, _, start, end in changed for line in sound[start:end]))
    before = _alike(wrong, right)
    behind = _alike(wrong[before:][::-1], right[before:][::-1])
    return (
        _Part(wrong, before, len(wrong) - behind, _tokens("\n".join(sound))),
        _Part(right, before, len(right) - behind, _tokens("\n".join(shown))),
    )


def _alike(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _shares_words(text: str, said: str, code: str) -> bool:
    """Whether a run of the text's words stands in what was said, and not in the code too."""
    words, theirs, known = (re.findall(r"\w+", one.lower()) for one in (text, said, code))
    runs = (words[at : at + _RUN] for at in range(len(words) - _RUN + 1))
    return any(_stands(run, theirs) and not _stands(run, known) for run in runs)


def _without(answer: list[str], code: list[str]) -> list[str]:
    """The answer without what it quotes of the code."""
    quoted = {
        place
        for at in range(len(answer) - _RUN + 1)
        if _stands(answer[at : at + _RUN], code)
        for place in range(at, at + _RUN)
    }
    return [token for at, token in enumerate(answer) if at not in quoted]


def _stands(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _tokens(text: str) -> list[str]:
    return [token for token in tokens(text.lower(), "text") if token != "`"]
