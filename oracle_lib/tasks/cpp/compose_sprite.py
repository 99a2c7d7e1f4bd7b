"""Builds a 16x16, 32x32 or oblong picture from decoded 8x8 tiles that lie in the sheet's 16-wide (or other) rows."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make, rom

SUBJECT = "tile composition"


def draw(rng: random.Random) -> Problem:
    wide, high = rng.choice(((2, 2), (2, 2), (4, 4), (2, 4), (4, 2), (1, 2), (2, 1), (3, 3)))
    stride = rng.choice((16, 16, 8, 32, rng.randrange(4, 40)))
    flip = rng.choice(("", "", "h", "v"))
    base = rng.choice((0, 0, rng.randrange(1, 8) * 16))
    name = rng.choice(
        ("ComposeSprite", "compose_tiles", "BuildMetatile", f"Draw{wide * 8}x{high * 8}", "assemble_sprite")
    )
    function = Function("std::vector<uint8_t>", name, ((BYTES, "sheet"), ("int", "tile")))
    width, height = wide * 8, high * 8

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        first = rng.randrange(0, 4)
        sheet = rom(64 * (first + stride * (high - 1) + wide), seed=rng.getrandbits(32) | 1, mask=0x0F)
        tiles = [sheet[at : at + 64] for at in range(0, len(sheet), 64)]
        picture = [
            [tiles[first + row // 8 * stride + column // 8][row % 8 * 8 + column % 8] for column in range(width)]
            for row in range(height)
        ]
        picture = [row[::-1] for row in picture] if flip == "h" else picture[::-1] if flip == "v" else picture
        flat = [pixel + base for row in picture for pixel in row]
        return [sheet, first], [flat]

    to_x, to_y = ("x" if flip != "h" else f"{width - 1} - x"), ("y" if flip != "v" else f"{height - 1} - y")
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> picture(@width * @height);
          for (int y = 0; y < @height; ++y)
            for (int x = 0; x < @width; ++x) {
              int part = tile + y / 8 * @stride + x / 8;  // the tile below is one sheet row further
              picture[@row * @width + @column] = sheet[part * 64 + y % 8 * 8 + x % 8]@base;
            }
          return picture;
        }
        """,
        signature=function.signature,
        width=width,
        height=height,
        stride=stride,
        row=f"({to_y})" if flip == "v" else to_y,
        column=f"({to_x})" if flip == "h" else to_x,
        base=f" + {base}" if base else "",
    )
    layout = f"`sheet` holds decoded 8x8 tiles, 64 bytes each, {stride} tiles a row"
    extra = {"": "", "h": " Mirror the whole picture horizontally.", "v": " Flip the whole picture vertically."}[flip]
    extra += f" Add {base} to every pixel." if base else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that builds a {width}x{height} picture from {wide}x{high} tiles whose upper left one is `tile`; {layout}.{extra}",
            f"Compose {wide}x{high} tiles, starting at number `tile`, into {width}x{height} pixels row by row; {layout}.{extra}",
            f"{width}x{height} from {wide}x{high} tiles of 8x8; {layout}; `tile` is the upper left.{extra}",
            f"Sprites are drawn from neighbouring tiles. Give me the {width}x{height} pixels of the block at `tile`, where {layout}.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={"wide": wide, "high": high, "stride": stride, "flip": flip, "base": base},
        explanation=f"Going right is the next tile, going down skips a whole sheet row of {stride} tiles.",
    )
