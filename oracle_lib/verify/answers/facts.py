"""Reads what an answer about code finally states: registers, flags, memory, numbers, a choice. It knows no right value.

The taught form is a last line like `Answer: A = $1234, carry set, $0720 = $05.` after the reasoning. Other spellings
are read too; a list of possibilities, a hedge or a second number beside the one that is asked for is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oracle_lib.verify.answers.blocks import visible

_MARKER = re.compile(
    r"^\W{0,8}(?:the |my )?(?:final )?answer(?:\W{0,4}:|\W{1,3}is\b)[ \t*_]*", re.IGNORECASE | re.MULTILINE
)
_DRESSING = re.compile(r"[*`\[\]\"]")
_NUMBER = r"(?<![\w$%.-])(?:\$[0-9A-F]{1,8}|0x[0-9A-F]{1,8}|%[01]{1,32}|\d{1,10})(?!\w|\.\d)"
_IS = r"\s{0,9}(?:==?|:|->|→|(?:is|are|holds|contains|becomes|will be)\b)\s{0,9}"
_FLAGS = {"carry": "C", "zero": "Z", "negative": "N", "overflow": "V"}
_UNITS = {
    "bits": "bits?",
    "bytes": "bytes?",
    "times": "times?",
    "cycles": r"(?:(?:master(?:[ -]clock)?|CPU)[ -])?cycles?",
    "instructions": "instructions?",
    "seconds": "seconds?",
}
_BEFORE_NUMBER = ("address", "bank", "line")
"""What may stand right before its number, as in "bank $1F"."""
_BANKED = re.compile(r"\$([0-9A-F]{2}):([0-9A-F]{4})(?!\w)", re.IGNORECASE)
_BYTES = r"\$?[0-9A-F]{2}(?:[ ,]{1,3}\$?[0-9A-F]{2}){0,255}(?![\w$])"
_STATES = {"set": "set", "1": "set", "clear": "clear", "cleared": "clear", "0": "clear"}
_PLACE = re.compile(r"\bline \d{1,5}\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:or|either|maybe|perhaps|possibly|might|could|unless|not|never|neither|nor)\b|n't\b|[?/|]|" + _NUMBER,
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """What an answer states: of each name the different values, in order, and the words that leave its meaning open."""

    values: dict[str, tuple[int | str, ...]]
    open: tuple[str, ...]


def final_statement(answer: str) -> str:
    """What follows the last `Answer:`, before it the lines of every earlier one, since a second answer takes nothing
    back; without any, the last paragraph."""
    text = visible(answer).strip()
    markers = list(_MARKER.finditer(text))
    if not markers:
        return re.split(r"\n[ \t]*\n", text)[-1]
    earlier = [text[marker.end() :].lstrip().partition("\n")[0] for marker in markers[:-1]]
    return "\n".join(
        line for part in (*earlier, text[markers[-1].end() :]) for line in part.split("\n") if line.strip()
    )


def read_facts(answer: str, names: Sequence[str]) -> Stated:
    """The values that the final statement of an answer gives to these names."""
    rest = _BANKED.sub(r"$\1\2", _DRESSING.sub("", final_statement(answer)))
    rest = rest if "line" in names else _PLACE.sub(" ", rest)
    values: dict[str, tuple[int | str, ...]] = {}
    for name in names:
        found: list[int | str] = []
        for pattern in _patterns(name):
            found += [_value(name, match) for match in pattern.finditer(rest)]
            rest = pattern.sub(" ", rest)
        values[name] = tuple(dict.fromkeys(found))
    if len(names) == 1 and not values[names[0]] and (alone := re.fullmatch(rf"\W*({_NUMBER})\W*", rest, re.IGNORECASE)):
        return Stated({names[0]: (_number(alone[1]),)}, ())
    known = {value for of_name in values.values() for value in of_name}
    left = dict.fromkeys(match[0] for match in _OPEN.finditer(rest))
    return Stated(values, tuple(word for word in left if not (word[0] in "$%0123456789" and _number(word) in known)))


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    """How a name and its value may be written."""
    if name == "choice":
        yield re.compile(r"\b([A-F])\b|(?<=\()([a-f])(?=\))|\A\W*([a-f])\W*\Z")
    elif name == "branch":
        yield re.compile(r"(\b(?:not|never)\s+|n't\s+)?(?:be\s+)?\btaken\b", re.IGNORECASE)
    elif name == "hex":
        yield re.compile(rf"\bhex{_IS}({_BYTES})|\A\W*({_BYTES})\W*\Z", re.IGNORECASE)
    elif name in _FLAGS:
        names = rf"\b(?:{name}|(?-i:{_FLAGS[name]}))(?: flag)?"
        yield re.compile(rf"{names}(?:{_IS}|\s{{1,9}})(set|clear(?:ed)?|[01])\b", re.IGNORECASE)
    else:
        written = (
            re.escape(name) if name[0] != "$" else rf"\$(?:7E|00)?{name[1:]}" if len(name) == 5 else re.escape(name)
        )
        is_ = rf"(?:{_IS}|\s{{1,9}})" if name in _BEFORE_NUMBER else _IS
        yield re.compile(rf"(?<![\w$]){written}{is_}({_NUMBER})", re.IGNORECASE)
        if unit := _UNITS.get(name):
            yield re.compile(rf"({_NUMBER})[ \t-]{{0,4}}{unit}\b", re.IGNORECASE)


def _value(name: str, match: re.Match[str]) -> int | str:
    if name == "choice":
        return match[match.lastindex or 0].upper()
    if name == "hex":
        return " ".join(re.findall(r"[0-9A-F]{2}", (match[1] or match[2]).upper()))
    if name == "branch":
        return "not taken" if match[1] else "taken"
    return _STATES[match[1].lower()] if name in _FLAGS else _number(match[1])


def _number(written: str) -> int:
    for prefix, base in (("$", 16), ("0x", 16), ("0X", 16), ("%", 2)):
        if written.startswith(prefix):
            return int(written.removeprefix(prefix), base)
    return int(written)
