"""Short ways to write the parts of programs that recipes are full of. They mean what the classes mean, and no more.

Where a value is asked for, a place stands for what it holds, and a plain number takes the width of its neighbour.
"""

from __future__ import annotations

from typing import Literal

from oracle_lib.tasks import program as p

Value = p.Expression | p.Place | int
Relation = Literal["==", "!=", "<", "<=", ">", ">="]


def value(of: Value, width: p.Width = 8) -> p.Expression:
    """An expression for a place, a number or an expression."""
    if isinstance(of, int):
        return p.Number(of & ((1 << width) - 1), width)
    if isinstance(of, p.Variable | p.Register | p.Item | p.Here | p.Pointed):
        return p.Read(of)
    return of


def pair(left: Value, right: Value) -> tuple[p.Expression, p.Expression]:
    """Two values of one width; at most one of them is a plain number."""
    if isinstance(left, int):
        other = value(right)
        return value(left, other.width), other
    one = value(left)
    return one, value(right, one.width)


def put(place: p.Place, new: Value) -> p.Set:
    return p.Set(place, value(new, place.width))


def plus(left: Value, right: Value) -> p.Binary:
    return p.Binary("add", *pair(left, right))


def minus(left: Value, right: Value) -> p.Binary:
    return p.Binary("subtract", *pair(left, right))


def masked(left: Value, right: Value) -> p.Binary:
    return p.Binary("and", *pair(left, right))


def joined(left: Value, right: Value) -> p.Binary:
    """The bits of both: a bitwise or."""
    return p.Binary("or", *pair(left, right))


def toggled(left: Value, right: Value) -> p.Binary:
    return p.Binary("xor", *pair(left, right))


def more(place: p.Place, by: Value = 1) -> p.Set:
    """The place grows, and wraps."""
    return p.Set(place, plus(place, by))


def less(place: p.Place, by: Value = 1) -> p.Set:
    """The place shrinks, and wraps."""
    return p.Set(place, minus(place, by))


def more_up_to(place: p.Place, most: int, by: Value = 1) -> p.Set:
    """The place grows but stops at `most`, also where it was beyond."""
    return p.Set(place, p.Saturating("add", *pair(place, by), most))


def less_down_to(place: p.Place, least: int, by: Value = 1) -> p.Set:
    """The place shrinks but stops at `least`, also where it was below."""
    return p.Set(place, p.Saturating("subtract", *pair(place, by), least))


def check(left: Value, relation: Relation, right: Value, signed: bool = False) -> p.Compared:
    return p.Compared(relation, *pair(left, right), signed)


def when(condition: p.Condition, *then: p.Statement) -> p.If:
    """What is done where the condition holds."""
    return p.If(condition, then)


def either(condition: p.Condition, then: Value, otherwise: Value) -> p.Chosen:
    """One of two values; a plain number takes the other's width (both plain: a byte)."""
    return p.Chosen(condition, *pair(then, otherwise))


def at(array: p.Array | p.Table, index: Value) -> p.Item:
    return p.Item(array, value(index))


def size(of: p.Place | p.Array) -> str:
    """ "byte" or "word"."""
    return "byte" if of.width == 8 else "word"


def where(array: p.Array) -> str:
    """How many elements of which size lie where, in a request."""
    apart = f" (one every {array.step} bytes)" if array.stride else ""
    return f"{array.length} {size(array)}s from {array.address}{apart}"


def listed(table: p.Table) -> str:
    """The table's numbers in hex."""
    return ", ".join(f"${number:0{table.width // 4}X}" for number in table.values)
