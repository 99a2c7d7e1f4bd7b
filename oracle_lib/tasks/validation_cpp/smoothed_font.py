"""Shrinks a large 1bpp font to 8x8 letters of four shades: a pixel gets its shade from how many of its dots are set."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.cpp.encode_tile import planar
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "fonts"


def draw(rng: random.Random) -> Problem:
    across, down = rng.choice(((2, 2), (2, 2), (3, 3), (4, 4), (4, 2), (2, 4)))
    area = across * down
    rounding = rng.choice(("down", "near", "up"))
    inverted = rng.random() < 0.3
    left_low = rng.random() < 0.3
    as_tiles = rng.random() < 0.7
    base = rng.choice((0, 0, rng.randrange(1, 40) * 0x10))
    function = Function(
        "std::vector<uint8_t>",
        rng.choice(("SmoothFont", "shrink_font", "ShadeLetters", "antialias_font", "ReduceGlyphs")),
        ((BYTES, "font"),),
    )
    added = {"down": 0, "near": area // 2, "up": area - 1}[rounding]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        letters = rng.choice((1, 2, 3, 1))
        data = bytes(rng.choice((rng.getrandbits(8), rng.getrandbits(8), 0, 0xFF)) for _ in range(letters * area * 8))
        bits = [f"{byte:08b}"[:: -1 if left_low else 1] for byte in data]
        lines = ["".join(bits[start : start + across]) for start in range(0, len(bits), across)]
        shades = [
            (3 * sum(line[left : left + across].count("1") for line in lines[top : top + down]) + added) // area
            for top in range(0, len(lines), down)
            for left in range(0, 8 * across, across)
        ]
        shades = [3 - shade for shade in shades] if inverted else shades
        tiles = b"".join(planar(shades[start : start + 64], 2) for start in range(0, len(shades), 64))
        font = rom(base + len(data), {base: data}, seed=rng.getrandbits(32) | 1)
        return [font], [tiles if as_tiles else shades]

    shade = f"(dots * 3 + {added}) / {area}" if added else f"dots * 3 / {area}"
    shade = f"3 - {shade}" if inverted else shade
    reference = cpp(
        """
        @signature {
          size_t rows = @rows;
          std::vector<uint8_t> out(rows * @each);
          for (size_t i = 0; i < rows * 8; ++i) {
            size_t row = i / 8, x = i % 8;
            int dots = 0;
            for (size_t y = row * @down; y < row * @down + @down; ++y)
              for (size_t dot = x * @across; dot < x * @across + @across; ++dot)
                dots += font[@at + dot / 8] >> @bit & 1;
        @put  }
          return out;
        }
        """,
        signature=function.signature,
        rows=f"(font.size() - {hexadecimal(base)}) / {area}" if base else f"font.size() / {area}",
        each=2 if as_tiles else 8,
        down=down,
        across=across,
        at=f"{hexadecimal(base)} + y * {across}" if base else f"y * {across}",
        bit="dot % 8" if left_low else "(7 - dot % 8)",
        put=f"    int shade = {shade};\n"
        "    out[row * 2] |= (shade & 1) << (7 - x);\n"
        "    out[row * 2 + 1] |= (shade >> 1) << (7 - x);\n"
        if as_tiles
        else f"    out[i] = {shade};\n",
    )
    cell = f"{8 * across}x{8 * down}"
    bits = "lowest" if left_low else "highest"
    layout = (
        f"A letter of the font has {cell} dots, one bit each, row by row: {across} bytes a row, the leftmost byte first, "
        f"the leftmost dot of a byte in its {bits} bit"
    )
    rounded = {"down": "rounded down", "near": "rounded to the nearest number, halves up", "up": "rounded up"}[rounding]
    rule = (
        f"Each pixel of the result stands for {across}x{down} dots (across x down), and its shade is 3 times the number of set "
        f"dots among these, divided by {area} and {rounded}"
    )
    rule += "; this is taken from 3, so that strokes are dark" if inverted else ""
    form = (
        "SNES 2bpp tiles, 16 bytes a letter: each row of eight pixels is a byte with their bits 0, then one with their bits 1, "
        "the leftmost pixel in the highest bit"
        if as_tiles
        else "a byte a pixel, 64 a letter, row by row"
    )
    where = f"from offset {hexadecimal(base)} of `font` to its end" if base else "in `font`"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that shrinks a monochrome {cell} font, {where}, to 8x8 letters of four shades. {layout}. {rule}. "
            f"Return {form}.",
            f"How do I get soft edges on letters? I have a {cell} 1bpp font {where} and need 8x8 ones with shades from 0 to 3. "
            f"{layout}. {rule}. The result is {form}.",
            f"1bpp {cell} letters {where} -> 8x8, four shades. {layout}. {rule}. Output: {form}.",
            f"I drew my font large, {cell} dots a letter ({where}, whole letters only), and the game wants 8x8 pixels with "
            f"anti-aliasing. {layout}. {rule}. Give me {form}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "across": across,
            "down": down,
            "rounding": rounding,
            "inverted": int(inverted),
            "left_low": int(left_low),
            "as_tiles": int(as_tiles),
            "base": base,
        },
        explanation=f"The letters lie below each other like one tall picture, so row r of the result is made of "
        f"rows {down} r to {down} r + {down - 1} of the font.",
    )
