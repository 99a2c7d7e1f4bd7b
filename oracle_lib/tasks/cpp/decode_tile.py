"""Decodes a planar 8x8 tile of 2, 3, 4 or 8 bits a pixel into palette indices, flipped if the task says so."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "tile graphics"


def pixels(data: bytes, depth: int) -> list[int]:
    """The 64 palette indices of a tile, row by row: planes come in interleaved pairs, the third of three alone."""
    tile = []
    for place in range(64):
        row, column = divmod(place, 8)
        planes = [
            data[plane // 2 * 16 + (row * 2 + plane % 2 if plane < depth - depth % 2 else row)]
            for plane in range(depth)
        ]
        tile.append(sum((byte >> (7 - column) & 1) << plane for plane, byte in enumerate(planes)))
    return tile


def draw(rng: random.Random) -> Problem:
    depth = rng.choice((2, 3, 4, 8))
    flip = rng.choice(("", "", "h", "v"))
    base = rng.choice((0, rng.randrange(0x10, 0x800) * 0x80))
    first = rng.choice((0, 0, rng.randrange(1, 8) * 16)) if depth < 8 else 0
    array = rng.random() < 0.5
    name = rng.choice(("DecodeTile", "decode_tile", "ReadTile", f"Tile{depth}bpp", "unpack_tile", "TileToPixels"))
    function = Function(
        "std::array<uint8_t, 64>" if array else "std::vector<uint8_t>",
        name,
        ((BYTES, "rom"), ("int", "tile")) if base else ((BYTES, "data"),),
    )
    size = depth * 8

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        data, tile = rng.randbytes(size), rng.randrange(12)
        decoded = [pixel + first for pixel in pixels(data, depth)]
        rows = [decoded[at : at + 8] for at in range(0, 64, 8)]
        rows = [row[::-1] for row in rows] if flip == "h" else rows[::-1] if flip == "v" else rows
        given: list[Value] = [rom(base + 16 * size, {base + tile * size: data}), tile] if base else [data]
        return given, [[pixel for row in rows for pixel in row]]

    row = "7 - y" if flip == "v" else "y"
    plane = {
        2: "start[@row * 2 + plane]",
        3: "plane < 2 ? start[@row * 2 + plane] : start[16 + @row]",
        4: "start[plane / 2 * 16 + @row * 2 + plane % 2]",
        8: "start[plane / 2 * 16 + @row * 2 + plane % 2]",
    }[depth].replace("@row", "row" if flip == "v" else "y")
    source = f"rom.data() + {hexadecimal(base)} + tile * {size}" if base else "data.data()"
    reference = cpp(
        """
        @signature {
          @pixels
          const uint8_t* start = @source;
          for (int y = 0; y < 8; ++y) {
        @row    for (int plane = 0; plane < @depth; ++plane) {
              uint8_t bits = @plane;
              for (int x = 0; x < 8; ++x) pixels[y * 8 + x] |= (bits >> @bit & 1) << plane;
            }
          }
        @shift  return pixels;
        }
        """,
        signature=function.signature,
        pixels="std::array<uint8_t, 64> pixels{};" if array else "std::vector<uint8_t> pixels(64);",
        source=source,
        row=f"    int row = {row};\n" if flip == "v" else "",
        depth=depth,
        plane=plane,
        bit="x" if flip == "h" else "(7 - x)",
        shift=f"  for (uint8_t& pixel : pixels) pixel += {first};\n" if first else "",
    )
    what = f"SNES {depth}bpp tile"
    place = f"tile number `tile` of the sheet at offset {hexadecimal(base)} of `rom`" if base else "one tile in `data`"
    extra = {"": "", "h": " Mirror it horizontally.", "v": " Flip it vertically."}[flip]
    extra += f" Add {first} to every pixel, so that it indexes the full palette." if first else ""
    why = {
        2: "Both planes of a row lie side by side; bit 7 is the leftmost pixel.",
        3: "Planes 0 and 1 are interleaved in the first 16 bytes and plane 2 follows alone, 24 bytes in all.",
        4: "Planes 0 and 1 are interleaved in the first 16 bytes, planes 2 and 3 in the next 16.",
        8: "Four pairs of interleaved planes follow each other, 16 bytes a pair.",
    }[depth]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that decodes {place}, a {what}, into 64 palette indices, row by row.{extra}",
            f"Decode a {what} ({place}) to 8x8 pixels of one byte each.{extra}",
            f"{depth}bpp planar -> 64 indexed pixels; source: {place}.{extra}",
            f"I want to draw {place} in my editor. Turn the {what} into a byte for each of its 64 pixels, top row "
            f"first.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={"depth": depth, "flip": flip, "base": base, "first": first, "array": int(array)},
        explanation=why,
    )
