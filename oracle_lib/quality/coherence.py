"""Is the answer of the right kind, whole, and to the point? Compares it with what its instruction names: places, names,
numbers. It knows no contract, and counts no words that a request and an answer merely share.
"""

import re

from oracle_lib.quality import data
from oracle_lib.quality.asked import illustrates
from oracle_lib.quality.text import Reading, identifiers, mnemonics, numbers, words
from oracle_lib.sample import Domain, Sample

_ENTITY = re.compile(r"(?<![.!?:\n] )(?<!^)\b[A-Z][\w']*[a-z]\w*|\b\d+\b|\"[^\"\n]{3,40}\"", re.MULTILINE)
_STOP_WORDS = (
    frozenset(("about", "after", "also", "been", "before", "between", "code", "could", "describe", "does", "each"))
    | frozenset(("every", "explain", "that", "these", "this", "those", "what", "when", "with"))
    | frozenset(
        (
            "from",
            "give",
            "have",
            "here",
            "into",
            "just",
            "like",
            "make",
            "more",
            "most",
            "much",
            "only",
            "other",
            "over",
        )
    )
)
_ENOUGH = 2
"""Particulars in common, from which on an answer about code surely is about that code."""


def coherence(sample: Sample, reading: Reading) -> float:
    """How far the answer is of its kind and to the point, in [0, 1].

    Code: the share of its lines that have the form of a statement, times the share of the places, names and numbers of
    the request that it takes up. Prose: the share of what the request names that it speaks of, times how little it
    repeats itself. Taking up half of them is full marks, because requests also name examples, ranges and what must not
    change. Of an answer that states facts its contract has shown that it is to the point.
    """
    if reading.language == "text":
        return (1.0 if sample.states_facts else _speaks_of(sample)) * _freshness(sample.output)
    if data.is_in_place(sample, reading):  # a patch of a place that was asked for needs nothing else
        return reading.parsed_share
    places, names = numbers(sample.instruction), identifiers(sample.instruction)
    used = numbers(reading.code)
    # Code that moves the direct page names an address by its page and its low byte.
    taken_up = sum(place in used or {place & 0xFF00, place & 0xFF} <= used for place in places)
    taken_up += len(names & words(reading.code))
    share = _half_is_full(taken_up, len(places) + len(names))
    if reading.is_data:
        share = max(share, data.spelt_out(sample, reading))
    if illustrates(sample, reading):
        share = max(share, _speaks_of(sample))
    return reading.parsed_share * share


def _speaks_of(sample: Sample) -> float:
    """The share of the named things of a request that the answer names too: proper names, numbers, quotations,
    identifiers. Of a request that names fewer than two, its content words count instead, by their stems; of a question
    about code the better of both, since an answer may need none of its names.
    """
    asked, answer = sample.instruction, sample.output.lower()
    stems = {word[:6] for word in words(sample.prompt.lower()) if len(word) > 3 and word not in _STOP_WORDS}
    shared = _half_is_full(len(stems & {word[:6] for word in words(answer)}), len(stems)) if stems else 0.0
    named = {one.strip('"').lower() for one in _ENTITY.findall(asked)} | {one.lower() for one in identifiers(asked)}
    if len(named) < 2 and sample.domain is Domain.TEXT:
        return shared
    spoken_of = _half_is_full(sum(_is_said(one, answer) for one in named), len(named))
    if sample.domain is Domain.TEXT:
        return spoken_of
    common = _particulars(sample.prompt) & _particulars(sample.output)
    return max(spoken_of, shared, min(1.0, len(common) / _ENOUGH))


def _particulars(text: str) -> set[str]:
    """Numbers, names and instructions that hardly two questions about code share."""
    return {*mnemonics(text), *re.findall(r"\$[0-9A-Fa-f]{3,}|\b\d{2,}\b|\b(?:[A-Z][a-z]+){2,}\b|\.[a-z]\w+", text)}


def _is_said(name: str, answer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?:s|'s)?(?!\w)", answer) is not None


def _half_is_full(taken_up: int, asked: int) -> float:
    return min(1.0, 2 * taken_up / asked) if asked else 1.0


def _freshness(text: str) -> float:
    """The share of a text's runs of three words that it says for the first time."""
    spoken = text.lower().split()
    phrases = list(zip(spoken, spoken[1:], spoken[2:], strict=False))
    return len(set(phrases)) / len(phrases) if phrases else float(bool(spoken))
