"""Puts numbers into sentences. Knows English alone, and only nouns whose plural takes an s."""

import re

_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}


def counted(count: int, noun: str) -> str:
    """How many there are of something: "1 request", "2,000 requests"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def were(count: int) -> str:
    """The verb for so many."""
    return "was" if count == 1 else "were"


def with_ordinals(text: str) -> str:
    """The text with "2th" as "2nd", "31th" as "31st", and "a 2th of" as "a half of"."""
    text = re.sub(r"\b(an? |one )2th\b", r"\1half", text)
    return re.sub(r"\b(\d*(?<!1)([123]))th\b", lambda found: found[1] + _ENDINGS[found[2]], text)
