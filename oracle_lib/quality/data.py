"""Answers in assembly that only place data: tables, strings, changed bytes. Was data asked for, does it lie where it
should, and does the request spell it out? It assembles nothing, and knows no contract.
"""

import re

from oracle_lib.quality.asked import wants_code
from oracle_lib.quality.knowledge.places import canonical
from oracle_lib.quality.text import Reading, addresses, identifiers, mnemonics, opcodes
from oracle_lib.sample import Sample

_VALUE = re.compile(r"(?<!\w)(?:(?:\$|0x)([0-9A-Fa-f]+)|%([01]{4,})|(\d+))(?!\w)")
_ORG = re.compile(r"^[ \t]*org\b.*$", re.MULTILINE | re.IGNORECASE)
_TEXT = re.compile(r'"([^"\n]*)"')
_REACH = 0x100
"""Bytes behind a place that was asked for within which an entry of its table lies."""


def is_asked_for(sample: Sample, reading: Reading) -> bool:
    """Whether data may answer the request: it wants no routine, or names the very place that is patched."""
    return not wants_code(sample.instruction) or is_in_place(sample, reading)


def is_in_place(sample: Sample, reading: Reading) -> bool:
    """Whether a patch lies where the request says, in any mirror; data also a little behind, as entries of a table."""
    asked = {canonical(one) for one in addresses(sample.prompt)}
    reach = _REACH if reading.is_data else 1
    return any(0 <= canonical(site) - one < reach for site in reading.org for one in asked)


def spelt_out(sample: Sample, reading: Reading) -> float:
    """The share of its numbers and texts that stand in the request; the opcodes of instructions named there do too."""
    asked = _values(sample.prompt).union(*map(opcodes, mnemonics(sample.prompt)))
    if "zero" in sample.prompt.lower():
        asked |= {0}
    code = _ORG.sub("", reading.code)
    found = [text in sample.prompt for text in _TEXT.findall(code)]
    found += [value in asked for value in _values(_TEXT.sub("", code))]
    return sum(found) / len(found) if found else 0.0


def needs_no_run(sample: Sample, reading: Reading) -> bool:
    """Whether the request alone shows that it is right: it says all of what goes where, or under which name."""
    is_named = bool(reading.defined & identifiers(sample.instruction))
    return reading.is_data and (is_named or is_in_place(sample, reading)) and spelt_out(sample, reading) == 1


def _values(text: str) -> set[int]:
    """The numbers in a text, in whatever base they are written."""
    return {
        int(digits, base)
        for found in _VALUE.findall(text)
        for digits, base in zip(found, (16, 2, 10), strict=True)
        if digits
    }
