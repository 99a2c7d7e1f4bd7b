"""Machine code before it is text: lines with what each needs of the processor's widths, and labels that get names last.

Nothing here knows what a program is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from oracle_lib.tasks.kit.asm import Address, bus

Width = Literal[8, 16]

_ON_A = frozenset(
    [
        "LDA",
        "STA",
        "ADC",
        "SBC",
        "CMP",
        "AND",
        "ORA",
        "EOR",
        "BIT",
        "STZ",
        "INC",
        "DEC",
        "ASL",
        "LSR",
        "ROL",
        "ROR",
        "TSB",
        "TRB",
        "PHA",
        "PLA",
        "TXA",
        "TYA",
    ]
)
_ON_INDEX = frozenset(
    [
        "LDX",
        "LDY",
        "STX",
        "STY",
        "CPX",
        "CPY",
        "INX",
        "INY",
        "DEX",
        "DEY",
        "PHX",
        "PHY",
        "PLX",
        "PLY",
        "TAX",
        "TAY",
        "TXY",
        "TYX",
        "TXA",
        "TYA",
    ]
)
BRANCHES = frozenset(["BCC", "BCS", "BEQ", "BNE", "BMI", "BPL", "BVC", "BVS"])
OPPOSITE = {"BCC": "BCS", "BEQ": "BNE", "BMI": "BPL", "BVC": "BVS"}
OPPOSITE |= {there: here for here, there in OPPOSITE.items()}
ENDS = frozenset(["BRA", "JMP", "RTS", "RTL"])
"""Instructions that are never followed by the next one."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What an instruction works on, as text, and the bytes it touches: `address` is the first one's (-1: no fixed one),
    and behind an index register `span` says how many there are.

    `size` is the suffix that asar wants: "b", "w", "l" or none.
    """

    text: str
    size: str = ""
    address: int = -1
    index: str = ""
    span: int = 0

    @property
    def immediate(self) -> bool:
        return self.text.startswith("#")

    @property
    def short(self) -> bool:
        """Whether every instruction that takes memory can reach it: INC, STZ, LDX and others have no long form."""
        return self.size in ("b", "w")

    @property
    def plain(self) -> bool:
        """Whether BIT, INC, ASL, STZ and the like can work on it."""
        return self.short and self.index != "Y" and self.address >= 0

    def behind(self, offset: int) -> Operand:
        """The operand so many bytes further on."""
        assert self.address >= 0 and not self.immediate
        return at(Address(self.address + offset), self.index, self.span)


def immediate(value: int, width: int) -> Operand:
    value &= (1 << width) - 1
    return Operand(f"#${value:0{width // 4}X}")


def at(address: int, index: str = "", span: int = 0) -> Operand:
    """Memory at an address, by an index register over so many bytes, or not: only then in the direct page."""
    place = address & 0xFFFF if bus(address) < 0x7E2000 and address >> 16 in (0, 0x7E) else address
    if place < 0x100 and not index:
        return Operand(f"${place:02X}", "b", bus(place))
    suffix = f",{index}" if index else ""
    size = "w" if place < 0x10000 else "l"
    return Operand(f"{Address(place)}{suffix}", size, bus(place), index, span)


@dataclass(frozen=True, slots=True)
class Offset:
    """What an index register holds: the value of an expression (whatever says which) times a step. `sources` are the
    memory that it was computed from. A `passing` one is that of the turn of a loop.
    """

    of: object
    step: int
    sources: tuple[Operand, ...] = field(compare=False)
    passing: bool = field(default=False, compare=False)


@dataclass(eq=False, slots=True)
class Label:
    """A place in the code. `hint` is the name it would like; `name` is given when the text is written."""

    hint: str
    name: str = ""


@dataclass(eq=False, slots=True)
class Line:
    """An instruction, or data (`op` "db" or "dw"), and the widths of A and of X and Y that it needs (0: any)."""

    op: str
    operand: Operand | None = None
    m: int = 0
    x: int = 0
    targets: tuple[Label, ...] = ()
    comment: str = ""
    depth: int = 0
    times: int = 1

    @property
    def text(self) -> str:
        if self.op == "dw" and self.targets:
            return f"dw {','.join(target.name for target in self.targets)}"
        if self.op in BRANCHES or self.op in ("BRA", "BRL") or (self.op == "JMP" and self.operand is None):
            return f"{self.op} {self.targets[0].name}"
        if self.operand is None:
            return f"{self.op} #{self.times}" if self.times > 1 else self.op
        suffix = f".{self.operand.size}" if self.operand.size else ""
        return f"{self.op}{suffix} {self.operand.text}"

    @property
    def length(self) -> int:
        """Bytes of code."""
        if self.op in ("db", "dw"):
            return 2 * max(len(self.targets), 0)
        if self.op in BRANCHES or self.op == "BRA":
            return 2
        if self.op in ("JSL",):
            return 4
        if self.op in ("JMP", "JSR", "BRL", "MVN", "MVP"):
            return 3
        if self.operand is None:
            return self.times
        if self.operand.immediate:
            width = self.m if self.op in _ON_A else self.x if self.op in _ON_INDEX else 8
            return 2 if width == 8 else 3
        return {"b": 2, "w": 3, "l": 4, "": 2}[self.operand.size]


def needs(op: str, operand: Operand | None, m: int, x: int) -> tuple[int, int]:
    """Which of the two widths matter to an instruction."""
    indexes = op in _ON_INDEX or (operand is not None and (operand.index or operand.text.endswith((",X", ",Y"))))
    on_a = op in _ON_A or (op in ("TAX", "TAY") and x == 16)
    if op in ("JSR", "JSL"):
        return m, x
    return (m if on_a else 0), (x if indexes or op in ("MVN", "MVP") else 0)


Code = list[Line | Label]


@dataclass(slots=True)
class Known:
    """What is sure at a place in the code: what A, X and Y are equal to, whether Z and N speak of A, and the carry."""

    a: frozenset[tuple[int, Operand]] = frozenset()
    x: frozenset[Operand | Offset] = frozenset()
    y: frozenset[Operand | Offset] = frozenset()
    flags: int = 0
    carry: int | None = None

    def both(self, other: Known) -> Known:
        return Known(
            self.a & other.a,
            self.x & other.x,
            self.y & other.y,
            self.flags if self.flags == other.flags else 0,
            self.carry if self.carry == other.carry else None,
        )

    def lasting(self) -> Known:
        """What is still true in another turn of a loop, or behind it."""
        x, y = (
            frozenset(one for one in held if not (isinstance(one, Offset) and one.passing)) for held in (self.x, self.y)
        )
        return Known(self.a, x, y, self.flags, self.carry)

    def copy(self) -> Known:
        return Known(self.a, self.x, self.y, self.flags, self.carry)


@dataclass(slots=True)
class Block:
    """Lines that run one after the other: from a label or behind a branch to the next one."""

    start: int
    stop: int
    depth: int
    targets: list[int] = field(default_factory=list)
    falls: int | None = None


def blocks(code: Code) -> list[Block]:
    found: list[Block] = []
    start = 0
    labelled: dict[Label, int] = {}
    pending: list[Label] = []
    for place, line in enumerate(code):
        if isinstance(line, Label):
            if place > start:
                found.append(Block(start, place, 0))
                labelled.update(dict.fromkeys(pending, len(found) - 1))
                pending = []
                start = place
            pending.append(line)
            if place == start:
                continue
        elif (line.targets and line.op != "dw") or line.op in ENDS:
            found.append(Block(start, place + 1, 0))
            labelled.update(dict.fromkeys(pending, len(found) - 1))
            pending = []
            start = place + 1
    if start < len(code):
        found.append(Block(start, len(code), 0))
        labelled.update(dict.fromkeys(pending, len(found) - 1))
    for number, block in enumerate(found):
        lines = [line for line in code[block.start : block.stop] if isinstance(line, Line)]
        block.depth = max((line.depth for line in lines), default=0)
        last = lines[-1] if lines else None
        if last is not None and last.op != "dw":
            block.targets = [labelled[target] for target in last.targets]
        if (last is None or last.op not in (*ENDS, "db", "dw")) and number + 1 < len(found):
            block.falls = number + 1
    return found
