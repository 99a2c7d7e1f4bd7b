"""Short ways to write what recipes are made of: a step, a test, and the words for where things lie.

It adds nothing to the representation: each function returns what one would otherwise write out.
"""

from __future__ import annotations

from typing import Literal

from oracle_lib.tasks import program as p


def plus(place: p.Place, by: int | p.Expression = 1) -> p.Set:
    """The place grows, modulo its width."""
    return p.Set(place, p.Binary("add", p.Read(place), _value(by, place)))


def minus(place: p.Place, by: int | p.Expression = 1) -> p.Set:
    """The place shrinks, modulo its width."""
    return p.Set(place, p.Binary("subtract", p.Read(place), _value(by, place)))


def plus_up_to(place: p.Place, most: int, by: int | p.Expression = 1) -> p.Set:
    """The place grows but stops at `most`, also where it was beyond."""
    return p.Set(place, p.Saturating("add", p.Read(place), _value(by, place), most))


def minus_down_to(place: p.Place, least: int, by: int | p.Expression = 1) -> p.Set:
    """The place shrinks but stops at `least`, also where it was below."""
    return p.Set(place, p.Saturating("subtract", p.Read(place), _value(by, place), least))


def become(place: p.Place, value: int | p.Expression) -> p.Set:
    return p.Set(place, _value(value, place))


def test(
    place: p.Place, relation: Literal["==", "!=", "<", "<=", ">", ">="], value: int | p.Expression, signed: bool = False
) -> p.Compared:
    return p.Compared(relation, p.Read(place), _value(value, place), signed)


def kind(thing: p.Place | p.Array) -> str:
    """ "byte" or "word"."""
    return "byte" if thing.width == 8 else "word"


def where(array: p.Array) -> str:
    """ "8 bytes from $1A20, one every 16 bytes"."""
    apart = f", one every {array.step} bytes" if array.stride else ""
    return f"{array.length} {kind(array)}s from {array.address}{apart}"


def listed(table: p.Table) -> str:
    """The table's numbers in hex."""
    return ", ".join(f"${value:0{table.width // 4}X}" for value in table.values)


def _value(value: int | p.Expression, place: p.Place) -> p.Expression:
    if not isinstance(value, int):
        return value
    width: p.Width = place.width
    return p.Number(value % (1 << width), width)
