"""Programs as data: what a routine does to numbers in memory, without a word on how a processor does it.

A program is a tree of the classes below. The same tree is run by the `interpreter` (which knows no assembly, and so is
the oracle), compiled to 65816 by the `compiler`, and put into words by the `teller`. Nothing here draws at random.

All values are unsigned numbers of 8, 16 or 24 bits, and every operation wraps to its own width unless it says
otherwise. "Signed" is how a comparison, a shift or a widening reads the same bits. Expressions have no effects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Literal, TypeVar

from oracle_lib.tasks.kit.asm import Address

T = TypeVar("T")
Width = Literal[8, 16, 24]


# --------------------------------------------------------------------------------------------------- things in memory


@dataclass(frozen=True)
class Variable:
    """A number in WRAM. `name` is an identifier ("HitTimer"), `meaning` the noun for it ("hit timer").

    `below` is a promise about its value on entry: less than that (the request tells it). A variable of 24 bits is only
    read, written, added to, subtracted from and compared. `own` is a working value of the routine: it lies in scratch
    memory, is written before it is read, and nobody looks at it afterwards.
    """

    name: str
    meaning: str
    address: Address
    width: Width = 8
    signed: bool = False
    below: int | None = None
    own: bool = False


@dataclass(frozen=True)
class Array:
    """`length` numbers in WRAM, `stride` bytes from one to the next (0: their own size, so they lie without gaps).

    With a stride it is a field of an array of records, and `address` that of the first record's field. `meaning` is the
    noun for one element ("sprite timer"), and its plural adds an "s".
    """

    name: str
    meaning: str
    address: Address
    length: int
    width: Literal[8, 16] = 8
    stride: int = 0
    signed: bool = False

    @property
    def step(self) -> int:
        """Bytes from one element to the next."""
        return self.stride or self.width // 8


@dataclass(frozen=True)
class Table:
    """Constants that the routine brings along in ROM, at most 256 bytes of them."""

    name: str
    meaning: str
    values: tuple[int, ...]
    width: Literal[8, 16] = 8

    @property
    def length(self) -> int:
        return len(self.values)

    @property
    def step(self) -> int:
        return self.width // 8


@dataclass(frozen=True)
class Text:
    """Bytes in WRAM that end with `end`, which occurs behind at most `most` others (and always occurs)."""

    name: str
    meaning: str
    address: Address
    most: int
    end: int
    width: Literal[8] = 8


@dataclass(frozen=True)
class Pointer:
    """A pointer in the direct page: 16 bits (into low WRAM, by the data bank) or 24. The routine leaves it as it is.

    What it points to is `length` bytes of WRAM that no variable shares.
    """

    name: str
    meaning: str
    address: Address
    length: int
    width: Literal[16, 24] = 16


# ------------------------------------------------------------------------------------------------------------- places


@dataclass(frozen=True)
class Register:
    """A register as an argument on entry, or as a result on return. Its width is that of the routine's A or X and Y."""

    name: Literal["a", "x", "y"]
    width: Literal[8, 16]
    below: int | None = None


@dataclass(frozen=True)
class Item:
    """An element of an array or a table. `index` counts elements from 0 and is always less than the length."""

    of: Array | Table
    index: Expression

    @property
    def width(self) -> Width:
        return self.of.width


@dataclass(frozen=True)
class Here:
    """The element at the place that the loop around it has reached: of an array of that loop, or of its text."""

    of: Array | Text

    @property
    def width(self) -> Width:
        return self.of.width


@dataclass(frozen=True)
class Pointed:
    """The number of that width, `offset` bytes behind what a pointer points to. The offset's values fit."""

    by: Pointer
    offset: Expression
    width: Literal[8, 16] = 8


Written = Variable | Array | Text | Pointer | Register
"""What a program may change, as a whole: in the place of a pointer, what it points to."""

Place = Variable | Register | Item | Here | Pointed
"""What can be read and, but for a `Table`'s item, written. A register is written last of all."""


# -------------------------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True)
class Number:
    value: int
    width: Width = 8


@dataclass(frozen=True)
class Index:
    """The number of the element that the loop around it has reached, from 0."""

    width: Literal[8] = 8


@dataclass(frozen=True)
class Read:
    place: Place

    @property
    def width(self) -> Width:
        return self.place.width


@dataclass(frozen=True)
class Binary:
    """Two numbers of one width. `distance` is the larger minus the smaller, `average` half their sum, rounded down (the
    sum does not wrap).
    """

    operation: Literal["add", "subtract", "and", "or", "xor", "min", "max", "distance", "average"]
    left: Expression
    right: Expression

    @property
    def width(self) -> Width:
        return self.left.width


@dataclass(frozen=True)
class Saturating:
    """A sum that stops at `bound`, or a difference that does not fall below it: neither wraps.

    The left value on entry may lie beyond the bound; the result is then the bound as well.
    """

    operation: Literal["add", "subtract"]
    left: Expression
    right: Expression
    bound: int

    @property
    def width(self) -> Width:
        return self.left.width


@dataclass(frozen=True)
class Product:
    """The 16-bit product of two 8-bit numbers."""

    left: Expression
    right: Expression
    width: Literal[16] = 16


@dataclass(frozen=True)
class Quotient:
    """A 16-bit number divided by an 8-bit one that is never 0, rounded down, or what remains."""

    left: Expression
    right: Expression
    remainder: bool = False
    width: Literal[16] = 16


@dataclass(frozen=True)
class Scaled:
    """A number times a constant, modulo its width."""

    operand: Expression
    factor: int

    @property
    def width(self) -> Width:
        return self.operand.width


@dataclass(frozen=True)
class Shifted:
    """`signed` right shifts repeat the top bit; rotations bring back what falls out at the other end."""

    operand: Expression
    direction: Literal["left", "right", "signed right", "rotate left", "rotate right"]
    count: int

    @property
    def width(self) -> Width:
        return self.operand.width


@dataclass(frozen=True)
class Field:
    """`bits` bits from bit `low` on, as a number of the operand's width."""

    operand: Expression
    low: int
    bits: int

    @property
    def width(self) -> Width:
        return self.operand.width


@dataclass(frozen=True)
class Unary:
    """`not` is the ones' complement, `negate` the two's; `swap` exchanges the halves: nibbles of a byte, bytes of a
    word; `magnitude` is the absolute value of a signed number.
    """

    operation: Literal["not", "negate", "swap", "magnitude"]
    operand: Expression

    @property
    def width(self) -> Width:
        return self.operand.width


@dataclass(frozen=True)
class Half:
    """The low or the high byte of a word."""

    operand: Expression
    high: bool
    width: Literal[8] = 8


@dataclass(frozen=True)
class Joined:
    """A word of two bytes."""

    high: Expression
    low: Expression
    width: Literal[16] = 16


@dataclass(frozen=True)
class Widened:
    """A byte as a word: its high byte is 0, or where it is `signed`, eight times its top bit."""

    operand: Expression
    signed: bool = False
    width: Literal[16] = 16


@dataclass(frozen=True)
class Chosen:
    """One of two numbers of one width."""

    condition: Condition
    then: Expression
    otherwise: Expression

    @property
    def width(self) -> Width:
        return self.then.width


@dataclass(frozen=True)
class Fold:
    """What all elements come to: their sum or xor of `term` (an expression over `Here` and `Index`), modulo its width,
    over those elements where `where` holds (None: all).
    """

    operation: Literal["sum", "xor", "or", "and"]
    over: Array | Text
    term: Expression
    where: Condition | None = None

    @property
    def width(self) -> Width:
        return self.term.width


@dataclass(frozen=True)
class Count:
    """How many elements there are where the condition holds (None: all, which asks for a text's length)."""

    over: Array | Text
    where: Condition | None
    width: Literal[8] = 8


@dataclass(frozen=True)
class Extreme:
    """The smallest or largest element, or its index: of equals, the first one's."""

    operation: Literal["min", "max"]
    over: Array
    index: bool = False

    @property
    def width(self) -> Width:
        return 8 if self.index else self.over.width


@dataclass(frozen=True)
class Position:
    """The index of the first or last element where the condition holds; `otherwise` where there is none."""

    over: Array | Text
    where: Condition
    otherwise: int
    last: bool = False
    width: Literal[8] = 8


Gathered = Fold | Count | Extreme | Position
"""Runs over all elements. It stands only as the whole value of a `Set`, never inside another expression or a loop."""

Expression = (
    Number
    | Index
    | Read
    | Binary
    | Saturating
    | Product
    | Quotient
    | Scaled
    | Shifted
    | Field
    | Unary
    | Half
    | Joined
    | Widened
    | Chosen
    | Gathered
)


# --------------------------------------------------------------------------------------------------------- conditions


@dataclass(frozen=True)
class Compared:
    """Two numbers of one width."""

    relation: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression
    signed: bool = False


@dataclass(frozen=True)
class Bits:
    """Whether any, all or none of the bits of `mask` are set."""

    operand: Expression
    mask: int
    which: Literal["any", "all", "none"]


@dataclass(frozen=True)
class Between:
    """Whether `low` <= the number <= `high`, unsigned."""

    operand: Expression
    low: int
    high: int


@dataclass(frozen=True)
class Both:
    left: Condition
    right: Condition


@dataclass(frozen=True)
class Either:
    left: Condition
    right: Condition


@dataclass(frozen=True)
class Some:
    """Whether the condition holds for at least one element, or where `all` is set, for each."""

    over: Array | Text
    where: Condition
    all: bool = False


Condition = Compared | Bits | Between | Both | Either | Some
"""`Some` stands only alone: as the whole condition of an `If` or a `Report` that is in no loop."""


# --------------------------------------------------------------------------------------------------------- statements


@dataclass(frozen=True)
class Set:
    """The place gets the value. `Set(p, Binary("add", Read(p), e))` is how a program adds to `p`, and so on."""

    place: Place
    value: Expression


@dataclass(frozen=True)
class Swap:
    """Two places of one width change their values."""

    left: Place
    right: Place


@dataclass(frozen=True)
class If:
    condition: Condition
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Switch:
    """What is done for each value of a number that has one; `otherwise` for all other values."""

    on: Expression
    cases: tuple[tuple[int, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Each:
    """The body, once for every element of arrays of one length (or of a text), the first one first.

    Where no element's turn sees what another one's did, a compiler may choose the order.
    """

    over: tuple[Array, ...] | Text
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Repeat:
    """The body, so many times: a constant or a byte that is read before the first turn, and may be 0.

    `Here` and `Index` of a loop around it do not occur in it, nor in a `While`.
    """

    times: Expression
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class While:
    """The body for as long as the condition holds before it. It surely ends."""

    condition: Condition
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Stop:
    """Ends the loop around it; outside of one it ends the routine. It is the last statement of a branch."""


@dataclass(frozen=True)
class Fill:
    over: Array
    value: Expression


@dataclass(frozen=True)
class Copy:
    """The elements of `source` go to those of `target`, which is as long; they do not overlap. `backwards` puts the
    last one first.
    """

    source: Array | Table
    target: Array
    backwards: bool = False


@dataclass(frozen=True)
class Reverse:
    over: Array


@dataclass(frozen=True)
class Shove:
    """All elements move by one place: up (the last one is lost and the first becomes `value`) or down."""

    over: Array
    up: bool
    value: Expression


@dataclass(frozen=True)
class Report:
    """The carry is set on return where the condition holds, else clear. It is the last statement of a program."""

    condition: Condition


@dataclass(frozen=True)
class Call:
    """Another routine of the game does its `body`. It is called by name, lies at `address`, returns as `returns` says,
    is entered with 8-bit A, X and Y, and may change all three.
    """

    name: str
    meaning: str
    address: Address
    returns: Literal["rts", "rtl"]
    body: tuple[Statement, ...]


Statement = Set | Swap | If | Switch | Each | Repeat | While | Stop | Fill | Copy | Reverse | Shove | Report | Call

Node = Statement | Condition | Expression | Place | Array | Table | Text | Pointer


@dataclass(frozen=True)
class Program:
    """What a routine does, from its first statement to its last.

    Printed, it is what it has in memory, and below that its statements, a line each.
    """

    body: tuple[Statement, ...]

    def __str__(self) -> str:
        things = dict.fromkeys(node for node in self.nodes if isinstance(node, _THINGS))
        return "\n".join([*(f"{thing.name} = {_call(thing)}" for thing in things), *_tree(self.body)])

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every part of the program, outer ones first, in the order of the text."""
        return tuple(walk(self.body))

    def things(self, kind: type[T]) -> tuple[T, ...]:
        """The different parts of one class (such as `Variable`), in the order in which they occur."""
        return tuple(dict.fromkeys(node for node in self.nodes if isinstance(node, kind)))

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """What the program may write, without repeats and without working values of its own."""
        found: list[Written] = []
        for node in self.nodes:
            targets: tuple[Place | Array, ...] = ()
            if isinstance(node, Set):
                targets = (node.place,)
            elif isinstance(node, Swap):
                targets = (node.left, node.right)
            elif isinstance(node, Fill | Reverse | Shove):
                targets = (node.over,)
            elif isinstance(node, Copy):
                targets = (node.target,)
            for target in targets:
                owner: object = target
                if isinstance(target, Pointed):
                    owner = target.by
                elif isinstance(target, Item | Here):
                    owner = target.of
                assert isinstance(owner, Written), f"{owner} cannot be written"
                found.append(owner)
        return tuple(dict.fromkeys(one for one in found if not (isinstance(one, Variable) and one.own)))


def walk(part: object) -> Iterator[Node]:
    """Every node of a part of a program, the part itself first."""
    if isinstance(part, tuple):
        for one in part:
            yield from walk(one)
    elif hasattr(part, "__dataclass_fields__"):
        yield part  # type: ignore[misc]
        for field in fields(part):  # type: ignore[arg-type]
            yield from walk(getattr(part, field.name))


_THINGS = (Variable, Array, Table, Text, Pointer)


def _tree(statements: tuple[Statement, ...], indent: str = "") -> Iterator[str]:
    """A line a statement; below it, indented, what it has in its branches."""
    for statement in statements:
        yield indent + _call(statement)
        for name, branch in _branches(statement):
            if name and branch:
                yield indent + name
            yield from _tree(branch, f"{indent}    ")


def _branches(statement: Statement) -> list[tuple[str, tuple[Statement, ...]]]:
    match statement:
        case If(_, then, otherwise):
            return [("", then), ("otherwise", otherwise)]
        case Switch(_, cases, otherwise):
            return [*((f"case {value}", branch) for value, branch in cases), ("otherwise", otherwise)]
        case Each() | Repeat() | While() | Call():
            return [("", statement.body)]
    return []


def _call(node: Node) -> str:
    """The call that makes a node, without branches of statements and what is as usual; things in memory by name."""
    told = []
    for field in fields(node):
        value = getattr(node, field.name)
        is_branch = field.name in ("body", "then", "otherwise", "cases") and isinstance(value, tuple)
        if is_branch or value == field.default:
            continue
        named = "" if field.default is MISSING else f"{field.name}="
        told.append(named + _shown(value))
    return f"{type(node).__name__}({', '.join(told)})"


def _shown(value: object) -> str:
    if isinstance(value, _THINGS):
        return value.name
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))}{',' * (len(value) == 1)})"
    if hasattr(value, "__dataclass_fields__"):
        return _call(value)  # type: ignore[arg-type]
    return str(value) if isinstance(value, Address) else repr(value)
