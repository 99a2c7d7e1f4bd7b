"""How an answer speaks of one of its blocks: as the answer, as an option, as a mistake. The code itself is not read."""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

HEADING = re.compile(r"[ \t>]*(?:(#{1,6})[ \t]|(?:\*\*|__)[^*_\n]{1,200}(?:\*\*:?|__:?)[ \t]*\Z)")
"""A heading of Markdown, or a line in bold type that serves as one."""


class Standing(IntEnum):
    """How far a block is meant to be used, lowest first."""

    WRONG = 0
    """Called wrong or out of date."""
    OPTION = 1
    """An alternative, or for another case than the one asked for."""
    NEUTRAL = 2
    ANSWER = 3
    """Announced as what is to be used in the end, or as a correction."""


_CODE = (
    r"(?:[\w`'-]{1,40}\ ){0,3}?`?(?:version|code|routine|subroutine|function|answer|solution|implementation|patch|hook|"
    r"one|program|snippet|listing|assembly|form|way)\b"
)
_ALONE = r"\W{0,3}(?=\Z|[:)(,]|\ -)"
_CUES = [
    (standing, re.compile(pattern, re.VERBOSE | re.IGNORECASE))
    for standing, pattern in (
        (
            Standing.WRONG,
            r"""
              \b(?:don't|do\ not|never|avoid|not\ to)\ (?:ever\ )?
                (?:(?:do|doing|use|using|write|writing|try|copy)\ )?(?:this|that|it|the\ following|something|code)\b
            | \b(?:what|how)\ not\ to\b | \A(?:avoid|don't|do\ not|never)\W{0,3}\Z | \Abefore\W{0,3}(?=\Z|[:(])
            | \bbefore\ (?:the|this|that|my|any|your)\ (?:fix|change|correction|edit)
            | \bbefore\ (?:it\ was\ |being\ )?(?:fix|correct)(?:ed|ing)
            | \b(?:instead\ of|rather\ than)\b[^,]{0,60}\Z | \btempted\ to\b
            | \b(?:previous|original|earlier|first|initial)\ (?:attempt|try|draft)\b
            """,
        ),
        (
            Standing.OPTION,
            r"""
              \balternat(?:iv|e\b) | \bvaria(?:nt|tion)\b | \bfor\ comparison\b | \boptional(?:ly)?\b
            | \b(?:if|in\ case)\ you\b | \A(?:or,?\ |and\ )?if\b | \Aor\b
            | \byou\ (?:can|could|may|might)\ (?:also|even|further|instead|shorten|simplify|save|skip|drop|omit)\b
            | \byou\ (?:can|could|may|might)\b.{0,80}\binstead\b
            | \b(?:another|an?other|a\ different|(?:a|the)\ second|one\ more)
                \ (?:way|option|approach|method|version|solution|possibility)\b
            | \b(?:option|method|approach|way|solution|possibility)\ (?:[2-9]|b|c|two|three)\b
            """,
        ),
        (
            Standing.ANSWER,
            rf"""
              \b(?:final|complete|full|whole|entire|fixed|corrected|correct|right|proper|working|revised|updated|better|
                improved|recommended|preferred|mended|repaired)\ {_CODE}
            | \b(?:final|corrected|correction|fixed|recommended|preferred){_ALONE}
            | \A(?:the\ )?(?:correct|good|better|right|after){_ALONE}
            | \A(?:actually|wait|oops|sorry|no|instead)\b | \bactually\b
            | \b(?:should|ought\ to|must)\ (?:be|read|look\ like|become)(?:\ this)?\W{{0,3}}\Z
            | (?:\A|[,;]\ |\b(?:so|then|please|should|must)\ )(?:use|write|do|try)\ (?:this|it|that|the\ following)
                (?:\ one)?(?:\ instead)?\W{{0,3}}\Z
            | \bto\ (?:fix|correct)\ (?:it|this|that)\b
            | \bwith\ (?:the|that|this)\ (?:fix|correction|change|bug\ fixed|error\ fixed)
            | \bputting\ (?:it\ all|everything)\ together\b
            """,
        ),
        (
            Standing.WRONG,
            r"""
              \b(?:wrong(?:ly)?|incorrect(?:ly)?|mistakes?|pitfalls?|buggy|faulty|flawed|erroneous|na[iï]ve(?:ly)?|
                outdated|deprecated|obsolete)\b
            | \bbroken\b(?!\ (?:down|into|up|out)) | \Abad\b
            | \bbad\ (?:version|code|example|idea|way|practice|solution)
            | \b(?:does\ not|doesn't|will\ not|won't|would\ not|wouldn't|did\ not|didn't|cannot|can't)\ work\b
            | \b(?:would|will|could)\ (?:fail|crash|break|hang)\b | \bfails\b
            | \A(?:(?:here|this)\ (?:is|was)\ |here's\ )?(?:the\ |your\ |my\ )?(?:original|old|older|previous|existing)
                \ (?:\([^()]{0,40}\)\ )?(?:code|version|routine|function|one|hook|patch)\b
            | \A(?:old|original|previously|draft)\W{0,3}\Z | \Ayour\ (?:code|version|attempt)\b
            | \byou\ (?:had|wrote|posted|gave|have\ now)\b
            """,
        ),
        (
            Standing.OPTION,
            rf"""
              \b(?:smaller|shorter|faster|tighter|slower|simpler|compact|optimi[sz]ed|unrolled)\ {_CODE}
            | (?:\A|\()(?:even\ |slightly\ |much\ )?(?:smaller|shorter|faster|tighter|optimi[sz]ed|unrolled)\b
            | \bfor\ reference\b | \bbonus\b
            """,
        ),
        (Standing.NEUTRAL, rf"(?:\b(?:here's|here\ is|this\ is|so|use|the\ following)\b.{{0,40}}?|\Athe\ ){_CODE}"),
    )
]
"""What tells a standing. The first of these that a sentence has counts: a fixed version of buggy code is an answer."""
_SENTENCE = re.compile(r"(?<=[.!?])[ \t]+|\n")
_MARKUP = re.compile(r"[*_#>]+|\A[ \t]*(?:[-+•]|\d{1,3}[.)])[ \t]+")
_COMMENT = re.compile(r"\s*(?:;|//|/\*)[;/* \t]*(?!if\b|or\b)((?:[^\s:]+[ \t]*){1,6})(?:[:\n]|\Z)", re.IGNORECASE)
_LONGEST = 300


def standing_of(introduction: str, code: str) -> Standing:
    """The standing of a block of `code`, after the headings above it and the lines before it.

    A short comment at its top tells it, else the nearest sentence with a cue, else the nearest heading with one. A
    sentence that only presents code keeps the search from what was said before of other code.
    """
    lines = introduction.split("\n")
    comment = _COMMENT.match(code)
    said = "\n".join(line for line in lines if not HEADING.match(line))
    headings = "\n".join(headings_of(introduction))
    for text in (comment[1] if comment else "", said, headings):
        found = next(_cues(reversed(_SENTENCE.split(text))), Standing.NEUTRAL)
        if found is not Standing.NEUTRAL:
            return found
    return Standing.NEUTRAL


def headings_of(introduction: str) -> list[str]:
    return [line for line in introduction.split("\n") if HEADING.match(line)]


def _cues(sentences: Iterable[str]) -> Iterator[Standing]:
    for sentence in sentences:
        plain = _MARKUP.sub("", sentence[-_LONGEST:]).strip().replace("\u2019", "'")
        yield from [standing for standing, cue in _CUES if cue.search(plain)][:1]
