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
        return (
            (len(compiled), [f"    {one.format(**groups)}" for one in new]) if place + len(old) <= len(lines) else None
        )

    return said, change


_OPERAND = r"(?P<op>[^;]+?)"
_MEMORY = r"(?P<op>\$\w+(?:,[XY])?)"
_ZEROED = r"\.(?P<size>[bw]) (?P<op>\$\w+(?:,X)?)"
_FLAGS_SPEAK = "the flags already speak of what was loaded"
_JUMP = "a call right before the return is a jump"
_ON_A = "LDA|STA|CMP|ADC|SBC|AND|ORA|EOR"

SHORTER: tuple[tuple[str, Change], ...] = (
    _pattern(_JUMP, r"JSR (?P<to>\w+)", "RTS", new=("JMP {to}",)),
    _pattern(_JUMP, r"JSL (?P<to>\w+)", "RTL", new=("JML {to}",)),
    _pattern("page zero needs one byte", r"(?P<name>[A-Z]{3})\.w \$00(?P<low>\w\w)", new=("{name}.b ${low}",)),
    _pattern(_FLAGS_SPEAK, rf"LDA(?P<size>\.[bw]) {_OPERAND}", r"CMP\.b #\$00", new=("LDA{size} {op}",)),
    _pattern(_FLAGS_SPEAK, rf"LDA(?P<size>\.[bw]) {_OPERAND}", r"AND\.b #\$FF", new=("LDA{size} {op}",)),
    _pattern("zero needs no register", r"LDA\.b #\$00", rf"STA{_ZEROED}", new=("STZ.{size} {op}",)),
    _pattern("a jump nearby is a branch", r"JMP (?P<to>\.\w+)", new=("BRA {to}",)),
    _pattern("adding one is an increment", "CLC", r"ADC\.b #\$01", new=("INC A",)),
    _pattern("taking one is a decrement", "SEC", r"SBC\.b #\$01", new=("DEC A",)),
)
"""What makes code shorter and no slower."""

LONGER: tuple[Change, ...] = tuple(
    change
    for _, change in (
        _pattern("", "INC A", new=("CLC", "ADC.b #$01")),
        _pattern("", "DEC A", new=("SEC", "SBC.b #$01")),
        _pattern("", rf"STZ{_ZEROED}", new=("LDA.b #$00", "STA.{size} {op}")),
        _pattern("", rf"(?P<name>{_ON_A}|STZ|INC|DEC)\.b \$(?P<low>\w\w)", new=("{name}.w $00{low}",)),
        _pattern("", rf"(?P<name>{_ON_A})\.w \$(?P<low>[01]\w\w\w(?:,X)?)", new=("{name}.l $7E{low}",)),
        _pattern("", r"BRA (?P<to>\.\w+)", new=("JMP {to}",)),
        _pattern("", r"JMP (?P<to>[A-Za-z_]\w*)", new=("JSR {to}", "RTS")),
        _pattern("", "ASL A", new=("CLC", "ROL A")),
        _pattern("", "LSR A", new=("CLC", "ROR A")),
        _pattern("", rf"(?P<name>ST[AXY]\.[bwl]) {_MEMORY}", new=("{name} {op}", "{name} {op}")),
        _pattern("", rf"(?P<name>LDA\.[bwl]) {_MEMORY}", new=("{name} {op}", "ORA.b #$00")),
        _pattern("", "(?P<name>RT[SL])", new=("PHP", "PLP", "{name}")),
    )
)
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
    spots = [(place, change) for place in range(len(lines)) for change in LONGER if _applied(lines, place, change)]
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
