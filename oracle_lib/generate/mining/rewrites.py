"""Shorter and longer ways to write the same few instructions: what an optimisation finds, and what it is asked to find.

A rewrite is a proposal; whoever uses one lets the console say whether the routine still does the same.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Change = Callable[[Sequence[str], int], tuple[int, list[str]] | None]
"""From a place in the lines: how many of them go, and which come."""


@dataclass(frozen=True)
class Rewritten:
    """A text with some changes to it, and each of them in words."""

    text: str
    said: tuple[str, ...]


def _pattern(said: str, *old: str, new: tuple[str, ...]) -> tuple[str, Change]:
    """A change of lines that fit regular expressions; groups stand in the new ones as `{name}`."""
    compiled = [re.compile(rf"\s+{one}\s*(?:;.*)?") for one in old]

    def change(lines: Sequence[str], place: int) -> tuple[int, list[str]] | None:
        groups: dict[str, str] = {}
        for expression, line in zip(compiled, lines[place : place + len(compiled)], strict=False):
            if not (found := expression.fullmatch(line)):
                return None
            for name, value in found.groupdict().items():
                if groups.setdefault(name, value) != value:
                    return None
        return (len(compiled), [f"    {one.format(**groups)}" for one in new]) if place + len(old) <= len(lines) else None

    return said, change


_ANY = r"(?P<op>[^;]+?)"
SHORTER: tuple[tuple[str, Change], ...] = (
    _pattern("a call right before the return is a jump", r"JSR (?P<to>\w+)", "RTS", new=("JMP {to}",)),
    _pattern("a call right before the return is a jump", r"JSL (?P<to>\w+)", "RTL", new=("JML {to}",)),
    _pattern("the zero page needs one byte of address", r"(?P<name>[A-Z]{3})\.w \$00(?P<low>\w\w)", new=("{name}.b ${low}",)),
    _pattern("the flags already speak of what was loaded", rf"LDA(?P<size>\.[bw])? {_ANY}", r"CMP\.b #\$00", new=("LDA{size} {op}",)),
    _pattern("the flags already speak of what was loaded", rf"LDA(?P<size>\.[bw])? {_ANY}", r"AND\.b #\$FF", new=("LDA{size} {op}",)),
    _pattern("zero needs no register", r"LDA\.b #\$00", r"STA\.(?P<size>[bw]) (?P<op>\$\w+(?:,X)?)", new=("STZ.{size} {op}",)),
    _pattern("a jump nearby is a branch", r"JMP (?P<to>\.\w+)", new=("BRA {to}",)),
    _pattern("adding one is an increment", "CLC", r"ADC\.b #\$01", new=("INC A",)),
    _pattern("taking one is a decrement", "SEC", r"SBC\.b #\$01", new=("DEC A",)),
)  # fmt: skip
"""What makes code shorter and no slower."""

LONGER: tuple[tuple[str, Change], ...] = (
    _pattern("", r"INC A", new=("CLC", "ADC.b #$01")),
    _pattern("", r"DEC A", new=("SEC", "SBC.b #$01")),
    _pattern("", r"STZ\.(?P<size>[bw]) (?P<op>\$\w+(?:,X)?)", new=("LDA.b #$00", "STA.{size} {op}")),
    _pattern("", r"(?P<name>LDA|STA|CMP|ADC|SBC|AND|ORA|EOR|LDX|LDY|STX|STY|STZ|INC|DEC)\.b \$(?P<low>\w\w)", new=("{name}.w $00{low}",)),
    _pattern("", r"(?P<name>LDA|STA|CMP|ADC|SBC|AND|ORA|EOR)\.w \$(?P<low>[01]\w\w\w)(?P<index>(?:,X)?)", new=("{name}.l $7E{low}{index}",)),
    _pattern("", r"BRA (?P<to>\.\w+)", new=("JMP {to}",)),
    _pattern("", r"JMP (?P<to>[A-Za-z_]\w*)", new=("JSR {to}", "RTS")),
    _pattern("", r"ASL A", new=("CLC", "ROL A")),
    _pattern("", r"LSR A", new=("CLC", "ROR A")),
    _pattern("", r"(?P<name>STA|STX|STY)(?P<size>\.[bwl]) (?P<op>\$\w+(?:,[XY])?)", new=("{name}{size} {op}", "{name}{size} {op}")),
    _pattern("", r"LDA(?P<size>\.[bwl]) (?P<op>\$\w+(?:,[XY])?)", new=("LDA{size} {op}", "ORA.b #$00")),
    _pattern("", r"RTS", new=("PHP", "PLP", "RTS")),
    _pattern("", r"RTL", new=("PHP", "PLP", "RTL")),
)  # fmt: skip
"""What makes code longer and slower."""


def shortened(text: str) -> Iterator[Rewritten]:
    """The text with one change each that makes it shorter."""
    lines = text.splitlines()
    for place in range(len(lines)):
        for said, change in SHORTER:
            if (new := _applied(lines, place, change)) is not None:
                yield Rewritten("\n".join(new), (said,))


def lengthened(text: str, rng: random.Random, count: int) -> str:
    """The text with up to `count` changes that make it longer."""
    lines = text.splitlines()
    spots = [(place, change) for place in range(len(lines)) for _, change in LONGER if _applied(lines, place, change)]
    chosen: dict[int, Change] = {}
    for place, change in rng.sample(spots, len(spots)):
        if len(chosen) < count:
            chosen.setdefault(place, change)
    for place in sorted(chosen, reverse=True):
        lines = _applied(lines, place, chosen[place]) or lines
    return "\n".join(lines)


def _applied(lines: Sequence[str], place: int, change: Change) -> list[str] | None:
    if (found := change(lines, place)) is None:
        return None
    count, new = found
    return [*lines[:place], *new, *lines[place + count :]]
