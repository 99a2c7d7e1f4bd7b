"""Mirrors a planar tile without decoding it: bytes are reversed bit by bit, rows swapped within their planes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    depth = rng.choice((2, 4, 8))
    flip = rng.choice(("horizontal", "vertical", "both"))
    base = rng.choice((0, rng.randrange(0x10, 0x800) * 0x80))
    name = rng.choice(("FlipTile", "flip_tile", "MirrorTile", "mirror_tile_data"))
    parameters = (("std::vector<uint8_t>&", "rom"), ("int", "tile")) if base else (("std::vector<uint8_t>&", "tile"),)
    function = Function("void", name, parameters)
    size = depth * 8

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        data = rng.randbytes(size)
        rows = [data[at : at + 2] for at in range(0, size, 2)]
        if flip != "horizontal":
            rows = [row for pair in range(0, len(rows), 8) for row in rows[pair : pair + 8][::-1]]
        flipped = b"".join(rows)
        if flip != "vertical":
            flipped = bytes(int(f"{byte:08b}"[::-1], 2) for byte in flipped)
        if not base:
            return [data], [flipped]
        index = rng.randrange(16)
        before, after = (rom(base + 16 * size, {base + index * size: image}) for image in (data, flipped))
        return [before, index], [after]

    data = "data" if base else "tile"
    reverse = (
        f"for (int i = 0; i < {size}; ++i) {{  // leftmost pixel is bit 7: reverse the bits\n"
        "    uint8_t bits = 0;\n"
        f"    for (int x = 0; x < 8; ++x) bits |= ({data}[i] >> x & 1) << (7 - x);\n"
        f"    {data}[i] = bits;\n"
        "  }"
    )
    swap = (
        (f"for (int pair = 0; pair < {size}; pair += 16)\n    " if depth > 2 else "")
        + "for (int y = 0; y < 4; ++y)"
        + ("\n      " if depth > 2 else "\n    ")
        + f"for (int i = 0; i < 2; ++i) std::swap({data}[{'pair + ' if depth > 2 else ''}y * 2 + i], "
        + f"{data}[{'pair + ' if depth > 2 else ''}(7 - y) * 2 + i]);"
    )
    parts = [*([swap] if flip != "horizontal" else []), *([reverse] if flip != "vertical" else [])]
    reference = cpp(
        """
        @signature {
        @start  @body
        }
        """,
        signature=function.signature,
        start=f"  uint8_t* data = rom.data() + {hexadecimal(base)} + tile * {size};\n" if base else "",
        body="\n  ".join(parts),
    )
    what = (
        f"{depth}bpp tile number `tile` of the graphics at offset {hexadecimal(base)} of `rom`"
        if base
        else f"{depth}bpp `tile`"
    )
    said = {"horizontal": "horizontally", "vertical": "vertically", "both": "both horizontally and vertically"}[flip]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that flips the {what} {said}, in place, in its planar form.",
            f"Mirror the planar {what} {said} without converting it to pixels.",
            f"Flip {said}, in place: the {what}.",
            f"My graphics editor has a mirror button. Flip the {what} {said} directly in the SNES bit planes.",
        ),
        references=(reference,),
        case=case,
        parameters={"depth": depth, "flip": flip, "base": base},
        explanation={
            "horizontal": "Every byte is eight pixels of one plane in one row, so reversing its bits mirrors the row.",
            "vertical": "Each row is two bytes within its pair of planes, so rows swap as pairs of bytes.",
            "both": "Rows swap as pairs of bytes within each pair of planes, and reversing the bits of a byte mirrors its row.",
        }[flip],
    )
