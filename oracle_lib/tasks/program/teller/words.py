"""Nouns, numbers and promises: the small words that every way of telling shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from oracle_lib.tasks import program as p

Compound = p.If | p.Switch | p.Each | p.Repeat | p.While | p.Call
"""Statements with others inside."""

UNITS = {8: "byte", 16: "word", 24: "24-bit number"}
CALLEE = "8-bit A, X and Y on entry, may change all three"
CALLS = {"rts": "JSR", "rtl": "JSL"}


@dataclass(frozen=True)
class Numbers:
    """How constants are written: hexadecimal as `$63` or decimal as `99`; below ten always decimal."""

    hexadecimal: bool

    def number(self, value: int, width: int) -> str:
        if value < 10 or not self.hexadecimal:
            return str(value)
        return f"${value:0{width // 4 if width < 24 else 2 * -(-value.bit_length() // 8)}X}"

    def mask(self, value: int, width: int) -> str:
        return f"${value:0{width // 4}X}"


class Loops:
    """What stands inside of loops knows their index variables, the innermost last."""

    def __init__(self) -> None:
        self.loops: list[str] = []

    @contextmanager
    def loop(self, index: str = "") -> Iterator[str]:
        """Inside of one more loop, whose index variable is that, or else the next letter from i on."""
        self.loops.append(index or "ijk"[sum(len(name) == 1 for name in self.loops)])
        yield self.loops[-1]
        self.loops.pop()


NO_INDEX = "turn"
"""Stands for the index variable of a loop that has none."""


def direct(pointer: p.Pointer) -> str:
    """The pointer's address as one in the direct page is written: `$0A`."""
    return f"${pointer.address:02X}"


def the(noun: str, kind: str) -> str:
    """The noun as the subject of a sentence in the singular: "the hit timer", "Link's x position"."""
    counted = f"{noun} {kind}" if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
    return counted if noun[:1].isupper() else f"the {counted}"


def plural(noun: str) -> str:
    """More than one of the noun, which is of the kind whose plural is regular."""
    if len(noun.split()[-1]) == 1:
        return f"{noun} values"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def joined(parts: list[str], word: str = "and") -> str:
    """`a, b and c`."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


VERBS = [
    "do",
    "set",
    "store",
    "put",
    "clear",
    "zero",
    "reset",
    "add",
    "increase",
    "raise",
    "increment",
    "decrement",
    "subtract",
    "take",
    "decrease",
    "lower",
    "AND",
    "keep",
    "OR",
    "exclusive-or",
    "toggle",
    "flip",
    "invert",
    "limit",
    "multiply",
    "make",
    "shift",
    "rotate",
    "complement",
    "negate",
    "swap",
    "exchange",
    "replace",
    "count",
    "find",
    "sum",
    "copy",
    "reverse",
    "move",
    "return",
    "leave",
    "call",
    "stop",
    "go",
    "look",
]
_VERB = re.compile(rf"(^|, |; |: |\(|\band |\bthen |\bbut |\bbut not )({'|'.join(VERBS)})\b(?! if\b)")


def third_person(phrase: str) -> str:
    """An imperative phrase as what a routine does: "clear X and return" as "clears X and returns"."""
    return _VERB.sub(lambda found: found[1] + _inflected(found[2]), phrase)


def narrated(phrase: str) -> str:
    """An imperative phrase as a sentence about the routine: "if X is 0, clear Y" as "if X is 0, it clears Y"."""
    subjects = dict.fromkeys(("", ", ", "; ", ": "), "it ")
    return _VERB.sub(lambda found: found[1] + subjects.get(found[1], "") + _inflected(found[2]), phrase)


def registers(program: p.Program) -> tuple[p.Register, ...]:
    """The registers of a program, each once, with the promise about it if there is one."""
    found = {one.name: one for one in sorted(program.things(p.Register), key=lambda one: one.below is not None)}
    return tuple(found.values())


def _inflected(verb: str) -> str:
    if verb.endswith("y"):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("o", "ss", "sh", "ch")) else "s")


def capital(text: str) -> str:
    """The text with a large first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]
