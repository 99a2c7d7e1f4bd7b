"""Copies a palette set between the ROM and a block of CGRAM: the same few columns of several rows of sixteen colours."""

import random
import struct

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    rows, columns = rng.choice(((5, 7), (3, 7), (2, 7), (4, 15), (2, 8), (rng.randrange(2, 7), rng.randrange(3, 16))))
    row = rng.randrange(0, 17 - rows)
    column = rng.choice([start for start in (0, 1, 1, 9, 16 - columns) if start + columns <= 16])
    base = rng.choice((0, 0, rng.randrange(0x10, 0x1000) * 0x80))
    size = rows * columns * 2
    pitch = rng.choice((size, size, size // 32 * 32 + 32))
    action = rng.choice(("load", "load", "load unless FF", "save"))
    saves = action == "save"
    function = Function(
        "void",
        rng.choice(
            ("SavePalette", "store_palette_set", "WriteColors")
            if saves
            else ("LoadPalette", "load_palette_set", "SetPaletteGroup", "fill_cgram")
        ),
        (("std::vector<uint8_t>&", "rom"), ("int", "set"), ("const std::vector<uint16_t>&", "cgram"))
        if saves
        else ((BYTES, "rom"), ("int", "set"), ("std::vector<uint16_t>&", "cgram")),
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        sets = rng.choice((1, 2, 3))
        chosen = rng.choice((0, sets - 1, 0xFF if action == "load unless FF" else sets // 2))
        start, data = chosen * pitch, rng.randbytes(sets * pitch)
        image = rom(base + len(data), {base: data})
        colors = [rng.randrange(0x8000) for _ in range(256)]
        spans = [slice(first, first + columns) for first in range(row * 16 + column, (row + rows) * 16, 16)]
        if saves:
            block = [color for span in spans for color in colors[span]]
            stored = data[:start] + struct.pack(f"<{len(block)}H", *block) + data[start + size :]
            return [image, chosen, colors], [rom(len(image), {base: stored})]
        loaded = list(colors)
        for place, span in enumerate(spans if chosen != 0xFF else ()):
            loaded[span] = struct.unpack_from(f"<{columns}H", data, start + place * columns * 2)
        return [image, chosen, colors], [loaded]

    body = (
        """
        @signature {
          uint8_t* to = &rom[@start];
          for (int row = @row; row < @bottom; ++row)
            for (int column = @column; column < @right; ++column) {
              *to++ = cgram[row * 16 + column] & 0xFF;
              *to++ = cgram[row * 16 + column] >> 8;
            }
        }
        """
        if saves
        else """
        @signature {
        @keep  const uint8_t* from = &rom[@start];
          for (int row = @row; row < @bottom; ++row)
            for (int column = @column; column < @right; ++column, from += 2)
              cgram[row * 16 + column] = from[0] | from[1] << 8;
        }
        """
    )
    reference = cpp(
        body,
        signature=function.signature,
        keep="  if (set == 0xFF) return;\n" if action == "load unless FF" else "",
        start=f"{hexadecimal(base)} + set * {pitch}" if base else f"set * {pitch}",
        row=row,
        bottom=row + rows,
        column=column,
        right=column + columns,
    )
    where = f"at offset {hexadecimal(base)} of `rom`" if base else "at the beginning of `rom`"
    gap = "without gaps" if pitch == size else f"each {pitch} bytes after the one before"
    sets = (
        f"The sets start {where}, {gap}; a set has {rows} rows of {columns} colours, row by row, "
        "two bytes a colour with the low byte first"
    )
    block = (
        f"rows {row} to {row + rows - 1}, columns {column} to {column + columns - 1} of `cgram`, "
        "which has 16 rows of 16 colours"
    )
    goal = f"stores {block}, as palette set `set` in the ROM" if saves else f"loads palette set `set` into {block}"
    rest = "Nothing else changes." + (
        " Set number 0xFF means that `cgram` stays as it is." if action == "load unless FF" else ""
    )
    wish = "write the user's colours back into the ROM" if saves else "show the colours that the game would use"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {goal}. {sets}. {rest}",
            f"{sets}. I need a function that {goal}. {rest}",
            f"Palette sets, {where}, {gap}: {rows} x {columns} colours each (row by row, little-endian words). The function "
            f"{goal}. {rest}",
            f"My palette editor should {wish}, so make a function that {goal}. {sets}. {rest}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "base": base,
            "rows": rows,
            "columns": columns,
            "row": row,
            "column": column,
            "pitch": pitch,
        },
        explanation=f"A set is packed, {columns} colours a row, while a row of CGRAM has sixteen; so the ROM is gone through "
        "byte by byte and CGRAM row by row.",
    )
