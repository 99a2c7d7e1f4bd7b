"""Finds the byte offset of a tile in a background map of one, two or four screens, or of a map cell in an area."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    wide, high = rng.choice(((64, 32), (32, 64), (64, 64), (64, 64), (32, 32)))
    base = rng.choice((0, rng.randrange(1, 0x40) * 0x800))
    unit = rng.choice(("bytes", "words"))
    pixels = rng.random() < 0.4
    size = rng.choice((8, 8, 16)) if pixels else 8
    inverse = rng.random() < 0.25
    name = rng.choice(
        ("TilePosition", "cell_of") if inverse else ("TilemapOffset", "tilemap_index", "CellAddress", "map_offset")
    )
    scale = 2 if unit == "bytes" else 1
    function = (
        Function("std::array<int, 2>", name, (("uint32_t", "offset"),))
        if inverse
        else Function("uint32_t", name, (("int", "x"), ("int", "y")))
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        x, y = rng.randrange(wide), rng.randrange(high)
        screen = (y // 32) * (wide // 32) + x // 32
        place = base + (screen * 1024 + y % 32 * 32 + x % 32) * scale
        if inverse:
            return [place], [[x * (size if pixels else 1), y * (size if pixels else 1)]]
        if pixels:
            return [x * size + rng.randrange(size), y * size + rng.randrange(size)], [place]
        return [x, y], [place]

    across, down = wide // 32, high // 32
    parts = (
        ["y / 32 * 2 + x / 32"]
        if across == 2 and down == 2
        else ["x / 32"]
        if across == 2
        else ["y / 32"]
        if down == 2
        else []
    )
    if inverse:
        origin = f" - {hexadecimal(base)}" if base else ""
        grow = f" * {size}" if pixels else ""
        cell = f"(offset{origin}) / 2" if unit == "bytes" else f"offset{origin}"
        lines = [f"int cell = {cell};", "int x = cell % 32, y = cell / 32 % 32;"]
        lines += {
            (1, 1): [],
            (2, 1): ["x += cell / 1024 * 32;"],
            (1, 2): ["y += cell / 1024 * 32;"],
            (2, 2): ["x += cell / 1024 % 2 * 32;", "y += cell / 2048 * 32;"],
        }[across, down]
        lines.append(f"return {{x{grow}, y{grow}}};")
    else:
        lines = [f"x /= {size};", f"y /= {size};"] if pixels else []
        lines += [f"int screen = {parts[0]};  // screens of 32x32 follow each other"] if parts else []
        cell = ("screen * 1024 + " if parts else "") + "y % 32 * 32 + x % 32"
        total = f"({cell}) * 2" if unit == "bytes" else cell
        lines.append(f"return {f'{hexadecimal(base)} + ' if base else ''}{total};")
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    place = f"{'byte' if unit == 'bytes' else 'word'} offset"
    origin = f", which begins at {place} {hexadecimal(base)}" if base else ""
    map_said = f"a {wide}x{high} SNES background map{origin} (screens of 32x32 entries, two bytes each)"
    if inverse:
        unit_said = f"pixels ({size} a tile)" if pixels else "tiles"
        said = f"returns x and y, in {unit_said}, of the entry at {place} `offset` of {map_said}"
    else:
        of_what = (
            f"covers pixel (`x`, `y`), tiles being {size}x{size},"
            if pixels
            else "belongs to tile column `x` and row `y`"
        )
        said = f"returns the {place} of the entry that {of_what} in {map_said}"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}.",
            f"Tilemap addressing: I need a function that {said}.",
            f"A helper that {said}.",
            f"For my map editor, write a C++ function that {said}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "wide": wide,
            "high": high,
            "base": base,
            "unit": unit,
            "pixels": size * pixels,
            "inverse": int(inverse),
        },
        explanation="Each screen is 32 rows of 32 entries; the screen to the right comes next, then those below.",
    )
