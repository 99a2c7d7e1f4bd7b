"""Judges prose with its source as evidence: which statements of an answer the source bears out. Judges no code.

The answer and its source are taken apart here. So a judge can leave no statement out, and cannot make up the words that
it rests a verdict on: it names a sentence of the source, which must have to do with the statement. What the answer
cites and quotes itself is compared without a model.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from markdown_it import MarkdownIt
from pydantic import TypeAdapter, ValidationError

from oracle_lib import params
from oracle_lib.files import outputs
from oracle_lib.grounding import Evidence, Grounding, Standing, Statement
from oracle_lib.records import Frozen

MOST_STATEMENTS = 40
LONGEST = 16_000
"""Characters of the evidence, and of the answer, up to which they are judged: they are never cut."""

_FEWEST_QUOTED = 4
"""Words from which on an answer's own quotation can be looked up."""
# A reference definition would be shown nowhere, and so judged by nobody.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("reference")
_SENTENCE = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["”')*_]))\s+(?=["“'(\[`*_]*[A-Z0-9$])""")
_CITATION = re.compile(r"^[\W_]*(?:sources?|citations?)[\W_]*:[\W_]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_QUOTATION = re.compile(r"“([^”]{1,2000})”|\"([^\"\n]{1,2000})\"")
_ELLIPSIS = re.compile(r"\.{3}|…")


class ProseJudge(Protocol):
    """Who judges prose. `name` is the model, and `identity` changes with whatever decides its verdicts; it may be asked
    from `at_once` threads at a time.
    """

    @property
    def name(self) -> str: ...

    @property
    def identity(self) -> str: ...

    @property
    def at_once(self) -> int: ...

    def judge(self, prompt: str, answer: str, evidence: Evidence) -> Grounding:
        """What it finds of an answer to a prompt. Raises `OracleError` where it cannot be asked: then nothing is known
        of the answer, and a later call asks again.
        """


def configured_judge() -> "ProseJudge | None":
    """The judge that params and the environment name; None where the environment names no server.

    Raises `OracleError`, before any work, where it names one that cannot judge.
    """
    settings = params.load_judge()
    if not os.environ.get(settings.url_variable, "").strip():
        return None
    from oracle_lib.quality.prose_endpoint import EndpointJudge  # the client takes a second to import

    judge = EndpointJudge(settings, outputs() / "judge" / "replies.sqlite")
    judge.require_available()
    return judge


def not_configured() -> str:
    """What somebody does who wants prose to be checked."""
    return f"no judge of prose is set: name its server in {params.load_judge().url_variable} (params/judge.yaml)"


class Unusable(Exception):
    """A reply without a verdict; the message says why, in words that name no particulars."""


class _Finding(Frozen):
    sentence: int
    standing: Standing


_FINDINGS = TypeAdapter(dict[str, _Finding])


def unjudgeable(said: Sequence[str], answer: str, evidence: Evidence) -> str:
    """Why nobody is asked, if so."""
    if not evidence.text.strip():
        return "it has no source"
    if not said:
        return "the answer says nothing"
    if len(said) > MOST_STATEMENTS or len(answer) > LONGEST:
        return "the answer is too long to be judged"
    return "its source is too long to be judged with" if len(evidence.text) > LONGEST else ""


def statements(answer: str) -> list[str]:
    """The sentences of an answer; what it cites is none of them."""
    return sentences(_CITATION.sub("", answer))


def sentences(text: str) -> list[str]:
    """The sentences, list items, table rows and code blocks of Markdown, in order."""
    return [one for block in _blocks(text) for one in map(str.strip, _SENTENCE.split(block)) if re.search(r"\w", one)]


def _blocks(answer: str) -> Iterator[str]:
    row: list[str] | None = None
    for token in _MARKDOWN.parse(answer):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " | ".join(row or ())
            row = None
        elif row is not None and token.type == "inline":
            row.append(token.content)
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            yield token.content


def read_verdict(reply: str, said: Sequence[str], evidence: Evidence) -> list[Statement]:
    """The statements with what a reply says of them, as far as it can be believed. Raises `Unusable`."""
    try:
        findings = _FINDINGS.validate_json(reply)
    except ValidationError:
        raise Unusable("the judge's verdict has not the form that was asked for") from None
    if findings.keys() != {f"s{number}" for number in range(1, len(said) + 1)}:
        raise Unusable("the judge's verdict is about other statements")
    source = sentences(evidence.text)
    return [_believed(text, findings[f"s{number}"], source) for number, text in enumerate(said, 1)]


def _believed(text: str, found: _Finding, source: Sequence[str]) -> Statement:
    """A verdict that rests on the source must name a sentence of it, which has a word of the statement in it."""
    if found.standing in (Standing.ABSENT, Standing.NO_CLAIM):
        return Statement(text=text, standing=found.standing)
    named = source[found.sentence - 1] if 0 < found.sentence <= len(source) else ""
    if not _content(text) & _content(named):
        return Statement(text=text, standing=Standing.ABSENT)
    return Statement(text=text, standing=found.standing, quote=named)


def cited(prompt: str, answer: str, evidence: Evidence) -> list[Statement]:
    """What an answer names as its source, and the quotations that it made up: what no model is needed for."""
    return [*_citations(answer, evidence), *_quotations(prompt, answer, evidence)]


def _citations(answer: str, evidence: Evidence) -> list[Statement]:
    """What the answer names as its source: no claim of its own where it is the evidence's place, else contradicted."""
    path = evidence.place.partition(", ")[0]
    known, named = set(_words(evidence.place)), set(_words(PurePosixPath(path).stem))
    found = []
    for cited in _CITATION.finditer(answer):
        said = set(_words(cited[1]))
        right = named <= said <= known
        standing = Standing.NO_CLAIM if right else Standing.CONTRADICTED
        found.append(Statement(text=cited[0].strip(), standing=standing, quote="" if right else evidence.place))
    return found


def _quotations(prompt: str, answer: str, evidence: Evidence) -> list[Statement]:
    """The quotations of an answer that cites a source which stand neither there nor in the prompt."""
    quoted = ["".join(one) for one in _QUOTATION.findall(answer)] if _CITATION.search(answer) else []
    return [
        Statement(text=f"“{quote}”", standing=Standing.CONTRADICTED)
        for quote in quoted
        if len(_words(quote)) >= _FEWEST_QUOTED and not _stands_in(quote, f"{evidence.text}\n{prompt}")
    ]


def _stands_in(quote: str, text: str) -> bool:
    """Whether every part of a quotation stands in a text, word for word."""
    whole = f" {' '.join(_words(text))} "
    return all(f" {' '.join(_words(part))} " in whole for part in _ELLIPSIS.split(quote) if _words(part))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w$]+(?:['\u2019]\w+)*", text.lower())


def _content(text: str) -> set[str]:
    """The words that carry meaning, without their endings."""
    return {word[:5] for word in _words(text) if len(word) > 3 or any(letter.isdigit() for letter in word)}
