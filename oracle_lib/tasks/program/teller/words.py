"""Nouns, numbers and promises: the small words that every way of telling shares."""

from __future__ import annotations

from dataclasses import dataclass

from oracle_lib.tasks import program as p

CALLS = {"rts": "JSR", "rtl": "JSL"}


@dataclass(frozen=True)
class Numbers:
    """How constants are written: hexadecimal as `$63` or decimal as `99`; below ten always decimal."""

    hexadecimal: bool

    def number(self, value: int, width: int) -> str:
        if value < 10 or not self.hexadecimal:
            return str(value)
        return f"${value:0{width // 4}X}"

    def mask(self, value: int, width: int) -> str:
        return f"${value:0{width // 4}X}"


def direct(pointer: p.Pointer) -> str:
    """The pointer's address as one in the direct page is written: `$0A`."""
    return f"${pointer.address:02X}"


def plural(noun: str) -> str:
    """More than one of the noun, which is of the kind whose plural is regular."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def joined(parts: list[str], word: str = "and") -> str:
    """`a, b and c`."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def capital(text: str) -> str:
    """The text with a large first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]
