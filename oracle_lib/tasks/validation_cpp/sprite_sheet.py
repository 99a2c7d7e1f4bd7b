"""Draws graphics at an offset of the ROM as an indexed bitmap, a given number of tiles side by side."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.cpp.decode_tile import pixels
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    depth = rng.choice((2, 3, 4, 4))
    base = rng.randrange(0x10, 0x1000) * 0x80
    across = rng.choice((16, 16, 8, 4, 2))
    fixed = rng.choice((0, 0, rng.randrange(1, 5) * across))
    name = rng.choice(("LoadSprites", "load_sheet", "DrawSheet", "ReadGraphics", "sheet_bitmap"))
    function = Function("std::vector<uint8_t>", name, ((BYTES, "rom"), *(() if fixed else (("int", "tiles"),))))
    size, width = depth * 8, across * 8

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        count = fixed or across * rng.randrange(1, 3)
        data = bytes(rom(count * size, seed=rng.getrandbits(32) | 1))
        shown = {tile * size: data[tile * size : (tile + 1) * size] for tile in rng.sample(range(count), min(count, 4))}
        image = rom(base + count * size, {base + at: part for at, part in shown.items()})
        bitmap = [0] * (count * 64)
        for tile in range(count):
            decoded = pixels(image[base + tile * size : base + (tile + 1) * size], depth)
            for place, pixel in enumerate(decoded):
                x, y = tile % across * 8 + place % 8, tile // across * 8 + place // 8
                bitmap[y * width + x] = pixel
        return [image, *([] if fixed else [count])], [bitmap]

    at = {2: "y * 2 + plane", 3: "plane < 2 ? y * 2 + plane : 16 + y", 4: "plane / 2 * 16 + y * 2 + plane % 2"}[depth]
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> bitmap(@count * 64);
          for (int tile = 0; tile < @count; ++tile) {
            const uint8_t* data = &rom[@base + tile * @size];
            uint8_t* corner = &bitmap[tile / @across * @row + tile % @across * 8];
            for (int y = 0; y < 8; ++y)
              for (int x = 0; x < 8; ++x)
                for (int plane = 0; plane < @depth; ++plane)
                  corner[y * @width + x] |= (data[@at] >> (7 - x) & 1) << plane;
          }
          return bitmap;
        }
        """,
        signature=function.signature,
        count=fixed or "tiles",
        base=hexadecimal(base),
        size=size,
        across=across,
        row=width * 8,
        depth=depth,
        width=width,
        at=at,
    )
    what = f"{fixed} tiles" if fixed else f"`tiles` tiles (a multiple of {across})"
    said = f"{what} of {depth}bpp sprite graphics at offset {hexadecimal(base)} of `rom`"
    shape = f"an indexed bitmap {across} tiles ({width} pixels) wide, one byte a pixel"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that decodes {said} into {shape}.",
            f"Load {said} as {shape}.",
            f"{said} -> {shape}.",
            f"I want to show {said} in my editor. Return {shape}.",
        ),
        references=(reference,),
        case=case,
        parameters={"depth": depth, "base": base, "across": across, "fixed": fixed},
        explanation=f"Tiles follow each other every {size} bytes; in the bitmap the next tile starts 8 pixels further right, "
        f"and a new row of tiles after {across}.",
    )
