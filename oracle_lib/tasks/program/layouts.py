"""Records in WRAM whose fields lie where a format of the console wants them. `Drawer.records` draws the offsets."""

from oracle_lib.tasks.kit.asm import Width
from oracle_lib.tasks.program import Array
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.vocabulary import identifier


def laid_out(draw: Drawer, count: int, stride: int, *fields: tuple[str, int, Width]) -> tuple[Array, ...]:
    """Fields (noun, offset, bits) of `count` records of `stride` bytes at a free place."""
    base = draw.place(count * stride, direct=False)
    return tuple(Array(identifier(noun), noun, base + offset, count, bits, stride) for noun, offset, bits in fields)


def sprite_buffer(draw: Drawer, count: int) -> tuple[Array, Array, Array, Array]:
    """An OAM buffer's records of four bytes: x, y, tile and attributes (vhoopppc)."""
    x, y, tile, attributes = laid_out(
        draw, count, 4, ("sprite x", 0, 8), ("sprite y", 1, 8), ("sprite tile", 2, 8), ("sprite attribute", 3, 8)
    )
    return x, y, tile, attributes
