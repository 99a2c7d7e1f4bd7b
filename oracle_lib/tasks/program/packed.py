"""Bit fields of bytes and words, as recipes take them out, put them together and replace them."""

from __future__ import annotations

from functools import reduce

from oracle_lib.tasks import program as p
from oracle_lib.tasks.kit.asm import Address, Width
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.shorthand import Value, joined, masked, put, value, when


def mask_of(low: int, bits: int) -> int:
    return ((1 << bits) - 1) << low


def part(of: Value, low: int, bits: int) -> p.Expression:
    """A field of a byte or a word, as a byte."""
    whole = value(of)
    if whole.width == 8:
        return p.Field(whole, low, bits)
    return p.Half(whole, low == 8) if bits == 8 and low in (0, 8) else p.Half(p.Field(whole, low, bits), False)


def lifted(of: Value, low: int, width: p.Width = 16) -> p.Expression:
    """A number moved up to bit `low` of a byte or a word. It must fit there."""
    moved = value(of, width)
    if width == 16 and moved.width == 8:
        moved = p.Widened(moved)
    return p.Shifted(moved, "left", low) if low else moved


def together(width: p.Width, *fields: tuple[Value, int]) -> p.Expression:
    """One number of several, each with the bit at which it begins."""
    parts = [lifted(one, low, width) for one, low in fields]
    return reduce(joined, parts)


def changed(of: p.Place, low: int, bits: int, new: Value) -> p.Set:
    """The place gets a new number in one field (which it must fit into) and keeps its other bits."""
    width = of.width
    assert width in (8, 16)
    rest = masked(of, (1 << width) - 1 - mask_of(low, bits))
    return put(of, joined(rest, lifted(new, low, width)))


def raised(of: p.Place, bit: int) -> p.Set:
    """The place with a bit set."""
    return put(of, joined(of, 1 << bit))


def lowered(of: p.Place, bit: int) -> p.Set:
    """The place with a bit cleared."""
    return put(of, masked(of, (1 << of.width) - 1 - (1 << bit)))


def marks(of: p.Place, condition: p.Condition, bit: int) -> p.If:
    """Sets a bit of the place where a condition holds."""
    return when(condition, raised(of, bit))


def ladder(*rungs: tuple[p.Condition, tuple[p.Statement, ...]], otherwise: tuple[p.Statement, ...] = ()) -> p.If:
    """If, else if, else: what belongs to the first condition that holds, or else `otherwise`."""
    rest: tuple[p.Statement, ...] = otherwise
    made: p.If | None = None
    for condition, then in reversed(rungs):
        made = p.If(condition, then, rest)
        rest = (made,)
    assert made is not None
    return made


def addresses(*things: p.Variable | p.Array | p.Pointer) -> tuple[Address, ...]:
    return tuple(one.address for one in things)


def cut(draw: Drawer, width: Width, *least: int) -> tuple[tuple[int, int], ...]:
    """(low bit, bits) of fields of at least so many bits that fill a number, from bit 0 up."""
    sizes = list(least)
    while sum(sizes) < width:
        sizes[draw.rng.randrange(len(sizes))] += 1
    return tuple((sum(sizes[:place]), bits) for place, bits in enumerate(sizes))


def bits_told(low: int, bits: int) -> str:
    """ "bits 3-5" or "bit 7"."""
    return f"bit {low}" if bits == 1 else f"bits {low}-{low + bits - 1}"
