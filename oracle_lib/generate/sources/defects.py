"""Puts one defect into code of a source, as people and language models do: a width, a branch, a bank, a lost push. What
the assembler says of it stands below the code; whether the rest misbehaves only running it would show.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TypeVar

from oracle_lib.generate.fragments import Fragment, assemble_fragment
from oracle_lib.generate.sources.folder import tell_counts
from oracle_lib.items import Item
from oracle_lib.sample import Domain
from oracle_lib.tasks.kit.breaks import breaks
from oracle_lib.verify import Assembly
from oracle_lib.verify.assembler.opcodes import MNEMONICS

_ASSEMBLY = ("routine", "hook")
_CPP = ("function", "method")
_LONGEST_CPP = 4_000
"""Characters: every break of a longer function is more than fits in memory well."""
_TOLD = 3
"""The most messages of the assembler that are shown."""

_MISSING = {
    **dict.fromkeys(("REP", "SEP"), ", so the code after it runs with registers of another width."),
    **dict.fromkeys(("PHP", "PHB", "PHA", "PHX", "PHY", "PHD", "PHK"), ", so a later pull takes what another pushed."),
    **dict.fromkeys(("PLP", "PLB", "PLA", "PLX", "PLY", "PLD"), ", so what was pushed stays on the stack."),
    **dict.fromkeys(("CLC", "SEC"), ", so the carry is what the code before it left."),
}
"""What is easily forgotten, and what comes of it."""


def _both_ways(*pairs: str) -> dict[str, str]:
    return {one: other for pair in pairs for one, other in (pair.split(), reversed(pair.split()))}


_OTHERS = {
    "switch": _both_ways("REP SEP"),
    "branch": _both_ways("BEQ BNE", "BCC BCS", "BMI BPL", "BVC BVS"),
    "return": _both_ways("RTS RTL"),
    "call": _both_ways("JSR JSL"),
    "register": _both_ways("LDX LDY", "STX STY", "INX INY", "DEX DEY", "CPX CPY", "TAX TAY", "PHX PHY", "PLX PLY"),
}
_WRONG = {
    "switch": "The widths are switched the wrong way",
    "branch": "The branch is taken on the opposite condition",
    "return": "The routine returns to another kind of call",
    "call": "The call is of another kind than the routine returns to",
    "register": "The wrong index register is used",
    "misspelt": "There is no such instruction",
    "index": "The address is indexed by the wrong register",
    "immediate": "An address is used instead of the number",
    "width": "The number has another width than the register",
    "bound": "The number is off by one",
    "bank": "The bank is wrong",
    "name": "The name is misspelt",
}
_BOUNDED = ("CMP", "CPX", "CPY", "LDX", "LDY")
_OTHER_LETTER = str.maketrans("xyXY", "yxYX")
_STATEMENT = re.compile(
    r"(?P<before>\s*(?:[\w.?#+-]+:?[ \t]+)?)(?P<name>[A-Za-z]{3})(?P<suffix>\.[bwlBWL])?"
    r"(?P<operand>[ \t]+[^\s;][^;]*?)?(?P<after>[ \t]*(?:;.*)?)"
)
_SUBLABEL = re.compile(r"\s*(\.\w+):?[ \t]*(?:;.*)?")


@dataclass(frozen=True)
class _Line:
    """A line that holds one instruction."""

    before: str
    name: str
    suffix: str
    operand: str
    after: str

    @classmethod
    def parse(cls, text: str) -> "_Line | None":
        found = _STATEMENT.fullmatch(text)
        if not found or found["name"].upper() not in MNEMONICS:
            return None
        before, name, suffix, operand, after = (part or "" for part in found.groups())
        return None if " : " in operand else cls(before, name, suffix, operand.strip(), after)

    @property
    def code(self) -> str:
        return f"{self.name}{self.suffix} {self.operand}".strip()

    def but(self, name: str = "", suffix: str | None = None, operand: str | None = None) -> str:
        """The line with another name (in its own case), suffix or operand."""
        name = (name.lower() if self.name.islower() else name) or self.name
        suffix, operand = self.suffix if suffix is None else suffix, self.operand if operand is None else operand
        return f"{self.before}{name}{suffix} {operand}".rstrip() + self.after


@dataclass(frozen=True)
class _Change:
    """What becomes of a line (None: it goes), and why that is wrong."""

    kind: str
    place: int
    line: str | None
    diagnosis: str


def items(originals: Iterable[Item], seed: int, each: int = 1) -> Iterator[Item]:
    """At most `each` broken versions of every routine, hook, function and method, the same for the same seed.

    `text` is the code with the defect, and below it, as comments, what the assembler says now and did not before;
    `context` is the original and `comment` the diagnosis. A defect in assembly changes the bytes or does not assemble.
    Says how many pieces gave none.
    """
    without = 0
    for item in originals:
        if item.kind not in (*_ASSEMBLY, *_CPP):
            continue
        rng = random.Random(f"{seed}:{item.group}:{item.content}")
        broken = _broken_assembly(item, rng) if item.kind in _ASSEMBLY else _broken_cpp(item, rng)
        made = list(islice(broken, each))
        for text, diagnosis in made:
            said = {"text": text, "comment": diagnosis, "context": item.text}
            yield item.model_copy(update={"kind": "defect", "domain": Domain.ERRORS, **said})
        without += not made
    tell_counts("defects", {"pieces that take none": without} if without else {})


def _broken_cpp(item: Item, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Nothing compiles a function out of its tree, so these are mistakes that a compiler might not see."""
    if len(item.text) <= _LONGEST_CPP:
        of_kind: dict[str, list[tuple[str, str]]] = {}
        for one in breaks(item.text, "cpp"):
            if one.kind != "order":  # statements in another order often do the same
                of_kind.setdefault(one.kind, []).append((one.text, f"Changed {one.change}."))
        yield from _by_turns(of_kind, rng)


def _broken_assembly(item: Item, rng: random.Random) -> Iterator[tuple[str, str]]:
    origin = item.address if item.address is not None else 0x008000
    whole = assemble_fragment(item.text, item.symbols, origin)
    if not whole.assembly.ok:
        return
    lines = item.text.split("\n")
    of_kind: dict[str, list[_Change]] = {}
    for change in _changes(lines):
        of_kind.setdefault(change.kind, []).append(change)
    for change in _by_turns(of_kind, rng):
        text = "\n".join([*lines[: change.place], *filter(None, [change.line]), *lines[change.place + 1 :]])
        broken = whole.assembled_instead(text)
        if text.strip() and broken.code != whole.assembly.code:
            yield "\n".join([text, *_said(broken, whole)]), change.diagnosis


def _said(broken: Assembly, whole: Fragment) -> list[str]:
    before = {found.message for found in whole.assembly.diagnostics}
    said = [f"; {found}" for found in broken.diagnostics if found.message not in before]
    return ["", "; The assembler says:", *said[:_TOLD]] if said else []


_Candidate = TypeVar("_Candidate")


def _by_turns(of_kind: Mapping[str, list[_Candidate]], rng: random.Random) -> Iterator[_Candidate]:
    """All candidates in random order, one of each kind in turn."""
    queues = [rng.sample(of_kind[kind], len(of_kind[kind])) for kind in rng.sample(sorted(of_kind), len(of_kind))]
    for some in zip_longest(*queues):
        yield from (one for one in some if one is not None)


def _changes(texts: Sequence[str]) -> Iterator[_Change]:
    for place, text in enumerate(texts):
        if label := _SUBLABEL.fullmatch(text):
            yield _Change("missing label", place, None, f"The label `{label[1]}` is missing.")
        elif line := _Line.parse(text):
            if why := _MISSING.get(line.name.upper()):
                yield _Change("missing", place, None, f"`{line.code}` is missing{why}")
            for kind, new in (*_other_names(line), *_other_operands(line)):
                yield _Change(kind, place, new, f"{_WRONG[kind]}; it has to be `{line.code}`.")


def _other_names(line: _Line) -> Iterator[tuple[str, str]]:
    for kind, others in _OTHERS.items():
        if other := others.get(line.name.upper()):
            yield kind, line.but(other)
    name = line.name.upper()
    for misspelt in (name[0] + name[2] + name[1], name[1] + name[0] + name[2]):
        if misspelt not in MNEMONICS:
            yield "misspelt", line.but(misspelt)


def _other_operands(line: _Line) -> Iterator[tuple[str, str]]:
    operand = line.operand
    if re.search(r",[xyXY]$", operand):
        yield "index", line.but(operand=operand[:-1] + operand[-1].translate(_OTHER_LETTER))
    if number := re.fullmatch(r"#\$([0-9A-Fa-f]{2}|[0-9A-Fa-f]{4})", operand):
        digits, value = len(number[1]), int(number[1], 16)
        yield "immediate", line.but(operand=operand[1:])
        if line.suffix.lower() in (".b", ".w"):
            yield "width", line.but(suffix=".w" if line.suffix.lower() == ".b" else ".b")
        elif not line.suffix:
            yield "width", line.but(operand=f"#$00{number[1]}" if digits == 2 else f"#${number[1][2:]}")
        if line.name.upper() in _BOUNDED:
            for near in (value - 1, value + 1):
                if 0 <= near < 16**digits:
                    yield "bound", line.but(operand=f"#${near:0{digits}X}")
    if place := re.match(r"\$7([EFef])([0-9A-Fa-f]{4})", operand):
        rest = operand[place.end() :]
        yield "bank", line.but(operand=f"$7{'F' if place[1] in 'Ee' else 'E'}{place[2]}{rest}")
        yield "bank", line.but(suffix=".w", operand=f"${place[2]}{rest}")
    if name := re.search(r"[A-Za-z_]\w{4,}", operand):
        for at in range(name.start(), name.end() - 1):
            if operand[at] != operand[at + 1]:
                swapped = operand[:at] + operand[at + 1] + operand[at] + operand[at + 2 :]
                yield "name", line.but(operand=swapped)
