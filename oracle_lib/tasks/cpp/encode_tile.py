"""Encodes 8x8 palette indices as a planar tile, from 64 pixels or from a place in a wider bitmap."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make, rom

SUBJECT = "tile graphics"


def planar(pixels: list[int], depth: int) -> bytes:
    """The tile whose 64 pixels these are: pairs of planes interleaved by row, the third of three planes alone."""
    data = bytearray(depth * 8)
    for place, pixel in enumerate(pixels):
        row, column = divmod(place, 8)
        for plane in range(depth):
            lone = depth == 3 and plane == 2
            data[plane // 2 * 16 + (row if lone else row * 2 + plane % 2)] |= (pixel >> plane & 1) << (7 - column)
    return bytes(data)


def draw(rng: random.Random) -> Problem:
    depth = rng.choice((2, 3, 4, 8))
    width = 8 if rng.random() < 0.2 else rng.randrange(2, 33) * 8
    subtract = rng.choice((0, 0, rng.randrange(1, 8) * 16)) if depth < 8 else 0
    name = rng.choice(("EncodeTile", "encode_tile", "PackTile", f"To{depth}bpp", "write_tile", "PixelsToTile"))
    place = (("int", "tile_x"), ("int", "tile_y")) if width > 8 else ()
    function = Function("std::vector<uint8_t>", name, ((BYTES, "pixels"), *place))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        rows = 8 * (rng.randrange(1, 3) if width > 8 else 1)
        x, y = rng.randrange(width // 8), rng.randrange(rows // 8)
        drawn = {
            (y * 8 + row) * width + x * 8: bytes(rng.randrange(1 << depth) + subtract for _ in range(8))
            for row in range(8)
        }
        bitmap = rom(width * rows, drawn)
        tile = [bitmap[(y * 8 + row) * width + x * 8 + column] - subtract for row in range(8) for column in range(8)]
        return [bitmap, *([x, y] if place else [])], [planar(tile, depth)]

    at = {2: "y * 2 + plane", 3: "plane < 2 ? y * 2 + plane : 16 + y"}.get(depth, "plane / 2 * 16 + y * 2 + plane % 2")
    pixel = f"pixels[(tile_y * 8 + y) * {width} + tile_x * 8 + x]" if place else "pixels[y * 8 + x]"
    pixel += f" - {subtract}" if subtract else ""
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> tile(@size);
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              uint8_t pixel = @pixel;
              for (int plane = 0; plane < @depth; ++plane)
                tile[@at] |= (pixel >> plane & 1) << (7 - x);
            }
          return tile;
        }
        """,
        signature=function.signature,
        size=depth * 8,
        pixel=pixel,
        depth=depth,
        at=at,
    )
    source = (
        f"the 8x8 block at tile position (`tile_x`, `tile_y`) of a {width}-pixel-wide bitmap" if place else "64 pixels"
    )
    source += " (one byte a pixel, row by row)"
    extra = f" Subtract {subtract} from each pixel first: the bitmap indexes the whole palette." if subtract else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that encodes {source} as a SNES {depth}bpp tile.{extra}",
            f"Convert {source} to planar {depth}bpp, {depth * 8} bytes.{extra}",
            f"{source} -> one {depth}bpp tile.{extra}",
            f"My tile editor keeps {source}. I need the {depth * 8} bytes of the {depth}bpp tile to write it back to the ROM.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={"depth": depth, "width": width, "subtract": subtract},
        explanation="Each plane collects one bit of every pixel, with the leftmost pixel in bit 7."
        + (" The third plane follows the interleaved pair." if depth == 3 else ""),
    )
