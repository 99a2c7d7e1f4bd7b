"""Assembles a piece of a program by itself: what it uses and does not define is supplied from what is known, or else
stood in for. What the piece does is not looked at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from oracle_lib.verify.assembler import Assembly, Kind, Limits, Severity, assemble

_LIMITS = Limits(source=200_000, statements=20_000, expansion=400_000, output=65_536)
"""Of a piece that a person would paste; hostile text ends within them soon."""
_MOST_STUBS = 64
"""Names: what lacks more of them says too little by itself. Each assembly finds one a statement."""
_UNKNOWN = re.compile(r"(?:the define )?([!.]?[A-Za-z_]\w*) is not (?:defined|set)")
_PARENT = re.compile(r"\s*([A-Za-z_]\w*):")
_FIRST_LABEL = re.compile(r"^[ \t]*(?:(?P<sublabel>\.\w+):?|[A-Za-z_]\w*:)(?=\s|\Z)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_PARENT_NAME = "Unshown"


@dataclass(frozen=True)
class Fragment:
    """A piece and its `assembly`. Of the names that it lacked, those in `supplied` had their known values, and those in
    `stubbed` others, which only let it assemble. Defines are named with their "!".
    """

    assembly: Assembly
    supplied: Mapping[str, int]
    stubbed: tuple[str, ...]
    origin: int

    def assembled_instead(self, text: str) -> Assembly:
        """Another piece with the same names supplied and stubbed, and no others."""
        return _assemble(text, self.origin, self.supplied, self.stubbed)

    @property
    def fault(self) -> str:
        """Why it does not assemble, in the assembler's words; "" where it does."""
        errors = (found for found in self.assembly.diagnostics if found.severity is Severity.ERROR)
        return "" if self.assembly.ok else str(next(errors, "nothing was assembled"))


def stands_under_a_label(text: str) -> bool:
    """Whether the first label in a text is a sublabel, so that the one it belongs to is not shown."""
    found = _FIRST_LABEL.search(text)
    return found is not None and found["sublabel"] is not None


def assemble_fragment(
    text: str, known_symbols: Mapping[str, int], origin: int = 0x008000, under_a_label: bool = False
) -> Fragment:
    """Assembles a piece of a program, at the 24-bit address `origin` unless it says `org`, with the labels and the
    defines that it lacks, known by their names (a define with its "!" or without, a sublabel in full, `Main_loop`).

    What is not known is stubbed: a label lies right behind the piece, a define is $00. So is a known address that
    cannot be meant where the piece stands, as another bank's behind `JSR`. Macros, functions, structs, files and
    sublabels are never made up: without them a piece does not assemble. The label that its first sublabels belong to
    is made up where it stands `under_a_label`.
    """
    text = f"{_PARENT_NAME}: {text}" if under_a_label else text
    supplied: dict[str, int] = {}
    stubbed: dict[str, None] = {}
    assembly = _assemble(text, origin, supplied, stubbed)
    while len(stubbed) <= _MOST_STUBS:
        unknown = [one for one in _unknown(assembly, text) if one[0] not in supplied and one[0] not in stubbed]
        known = {name: value for name, _ in unknown if (value := _value(name, known_symbols)) is not None}
        stubs = [name for name, is_sublabel in unknown if name not in known and not is_sublabel]
        if not known and not stubs:
            stubs = [name for name in _misfits(assembly, text) if supplied.pop(name, None) is not None]
        if not known and not stubs:
            break
        supplied |= known
        stubbed |= dict.fromkeys(stubs)
        assembly = _assemble(text, origin, supplied, stubbed)
    return Fragment(assembly, supplied, tuple(stubbed), origin)


def _value(name: str, known_symbols: Mapping[str, int]) -> int | None:
    value = known_symbols.get(name, known_symbols.get(name.removeprefix("!"), -1))
    return value if 0 <= value <= 0xFFFFFF else None


def _assemble(text: str, origin: int, supplied: Mapping[str, int], stubbed: Iterable[str]) -> Assembly:
    labels = [f"{name}:" for name in stubbed if not name.startswith("!")]
    symbols = {name: value for name, value in supplied.items() if not name.startswith("!")}
    defines = {name[1:]: "$00" for name in stubbed if name.startswith("!")}
    defines |= {name[1:]: _written(value) for name, value in supplied.items() if name.startswith("!")}
    return assemble("\n".join([text, *labels]), symbols, origin, defines=defines, limits=_LIMITS)


def _written(value: int) -> str:
    return f"${value:0{2 if value < 0x100 else 4 if value < 0x10000 else 6}X}"


def _unknown(assembly: Assembly, text: str) -> Iterator[tuple[str, bool]]:
    """The names that it does not know, and whether they are sublabels."""
    lines = text.split("\n")
    for found in assembly.diagnostics:
        name = _UNKNOWN.fullmatch(found.message) if found.kind is Kind.UNDEFINED_SYMBOL else None
        if name and name[1].startswith("."):
            above = (_PARENT.match(line) for line in reversed(lines[: found.line]))
            yield next((label[1] for label in above if label), "") + "_" + name[1][1:], True
        elif name:
            yield name[1], False


def _misfits(assembly: Assembly, text: str) -> list[str]:
    """The names in lines where a value does not fit."""
    lines = text.split("\n")
    places = {found.line for found in assembly.diagnostics if found.kind in (Kind.VALUE_TOO_WIDE, Kind.BRANCH_RANGE)}
    return [name for place in sorted(places) if place <= len(lines) for name in _NAME.findall(lines[place - 1])]
