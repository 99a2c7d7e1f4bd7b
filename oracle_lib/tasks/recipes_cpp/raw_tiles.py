"""Raw tiles worked on byte by byte: composed with masks, filled, drawn on, recolored, rows as nibbles, planes swapped, depth."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes
from oracle_lib.tasks.kit.pictures import (
    FORMATS,
    PLACES,
    in_line,
    in_rows,
    some_sheet,
    some_tile,
    tile_bytes,
    tile_rows,
    tiles_of,
)

SUBJECT = "tile graphics"
VECTOR = "std::vector<uint8_t>"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def compose_with_mask(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    own = rng.random() < 0.5
    behind = rng.random() < 0.3
    if own:
        mask = "sprite[y * 2] | sprite[y * 2 + 1]"
        if bpp == 4:
            mask += " | sprite[16 + y * 2] | sprite[17 + y * 2]"
    else:
        mask = "mask[y]"
    if behind:
        source = mask.replace("sprite[", "back[")
        solid = source if own else "mask[y]"
        body = f"for (int y = 0; y < 8; ++y) {{\n  int cover = {solid};\n  for (int p = 0; p < {bpp}; ++p) {{\n    int at = {PLACES[bpp]};\n    back[at] |= sprite[at] & ~cover;\n  }}\n}}"
        if not own:
            body = body.replace(
                "back[at] |= sprite[at] & ~cover;", "back[at] = (back[at] & cover) | (sprite[at] & ~cover);"
            )
    else:
        body = f"for (int y = 0; y < 8; ++y) {{\n  int cover = {mask};\n  for (int p = 0; p < {bpp}; ++p) {{\n    int at = {PLACES[bpp]};\n    back[at] = (back[at] & ~cover) | (sprite[at] & cover);\n  }}\n}}"

    def oracle(back: list[int], sprite: list[int], mask_: list[int] | None = None) -> None:
        below, above = tile_rows(back, bpp), tile_rows(sprite, bpp)
        rows = []
        for y in range(8):
            bits = f"{mask_[y]:08b}" if mask_ else ""
            line = []
            for x, (b, s) in enumerate(zip(below[y], above[y], strict=True)):
                if own:
                    line.append((b or s) if behind else (s or b))
                else:
                    line.append(s if (bits[x] == "1") != behind else b)
            rows.append(line)
        back[:] = tile_bytes(rows, bpp)

    if own:
        rule = (
            "a pixel of `sprite` appears only where `back` has color 0"
            if behind
            else "a pixel of `sprite` replaces the one of `back` unless it is color 0"
        )
    else:
        rule = f"where a bit of `mask` (8 row bytes, bit 7 left) is {0 if behind else 1}, the pixel comes from `sprite`, elsewhere `back` stays"
    return Made(
        f"void @f({BUFFER} back, {BYTES} sprite{'' if own else f', {BYTES} mask'})",
        body,
        oracle,
        lambda r: [some_tile(r, size), some_tile(r, size), *(() if own else (some_tile(r, 8),))],
        (
            f"Combine two raw {bpp}bpp SNES tiles in place: {rule}.",
            f"Write a function that draws one 8x8 tile {'behind' if behind and own else 'over'} another without unpacking them: {rule}. Both have {size} bytes: {FORMATS[bpp]}. `back` becomes the result.",
            f"How do I overlay planar tiles ({bpp}bpp) with bit operations? {rule}; result in `back`",
            f"My software sprite routine works on raw {bpp}bpp tiles: {rule}. {size} bytes each, the first buffer is changed.",
        ),
    )


def filled_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 8))
    size = 8 * bpp
    pattern = rng.choice(("checker", "rows", "columns", "solid", "diagonal"))
    bits = {
        "checker": "y % 2 ? 0x55 : 0xAA",
        "rows": "y % 2 ? 0x00 : 0xFF",
        "columns": "0xAA",
        "solid": "0xFF",
        "diagonal": "(0x888 >> y % 4) & 0xFF",
    }[pattern]
    one = pattern == "solid"
    if one:
        body = f"std::vector<uint8_t> tile({size});\nfor (int p = 0; p < {bpp}; ++p)\n  if (color >> p & 1)\n    for (int y = 0; y < 8; ++y) tile[{PLACES[bpp]}] = 0xFF;\nreturn tile;"
    else:
        body = f"std::vector<uint8_t> tile({size});\nfor (int y = 0; y < 8; ++y) {{\n  uint8_t mask = {bits};\n  for (int p = 0; p < {bpp}; ++p) {{\n    if (a >> p & 1) tile[{PLACES[bpp]}] |= mask;\n    if (b >> p & 1) tile[{PLACES[bpp]}] |= ~mask;\n  }}\n}}\nreturn tile;"

    def oracle(a: int, b: int = 0) -> list[int]:
        rows = []
        for y in range(8):
            line = []
            for x in range(8):
                first = {
                    "checker": x % 2 == y % 2,
                    "rows": y % 2 == 0,
                    "columns": x % 2 == 0,
                    "solid": True,
                    "diagonal": (x - y) % 4 == 0,
                }
                line.append(a if first[pattern] else b)
            rows.append(line)
        return tile_bytes(rows, bpp)

    rule = {
        "checker": "pixels with x + y even get color a, the others b",
        "rows": "even rows get color a, odd rows b",
        "columns": "even columns get color a, odd columns b",
        "solid": "all pixels get `color`",
        "diagonal": "pixels with (x - y) divisible by 4 get color a, the others b",
    }[pattern]
    return Made(
        f"{VECTOR} @f(uint8_t {'color' if one else 'a, uint8_t b'})",
        body,
        oracle,
        lambda r: [r.randrange(2**bpp) for _ in range(1 if one else 2)],
        (
            f"Raw SNES {bpp}bpp tile: {rule} (x from the left, y from the top, colors below {1 << bpp}).",
            f"Write a function that makes an 8x8 tile of a pattern: {rule}; x and y count from 0 at the upper left. The colors are below {1 << bpp}. Result: {size} bytes; {FORMATS[bpp]}.",
            f"How do I generate a {_known_as(pattern)} tile in {bpp}bpp planar format? {rule}; (0, 0) is the upper left pixel",
            f"Test patterns for my PPU preview: a {bpp}bpp tile in which {rule}, with x to the right and y down. Give me its {size} bytes; colors fit the depth.",
        ),
    )


def _known_as(pattern: str) -> str:
    """What people call a pattern."""
    return {
        "checker": "checkerboard",
        "rows": "horizontally striped",
        "columns": "vertically striped",
        "solid": "single-color",
        "diagonal": "diagonally striped",
    }[pattern]


def box_on_planar_canvas(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    columns = rng.choice((2, 3, 4))
    shape = rng.choice(("filled", "horizontal", "vertical"))
    args = {
        "filled": "int x0, int y0, int x1, int y1",
        "horizontal": "int x0, int x1, int y0",
        "vertical": "int x0, int y0, int y1",
    }[shape]
    loops = {
        "filled": "for (int y = std::max(y0, 0); y <= std::min(y1, height - 1); ++y)\n  for (int x = std::max(x0, 0); x <= std::min(x1, width - 1); ++x) plot(x, y);",
        "horizontal": "if (y0 >= 0 && y0 < height)\n  for (int x = std::max(x0, 0); x <= std::min(x1, width - 1); ++x) plot(x, y0);",
        "vertical": "if (x0 >= 0 && x0 < width)\n  for (int y = std::max(y0, 0); y <= std::min(y1, height - 1); ++y) plot(x0, y);",
    }[shape]
    body = f"int width = {columns * 8}, height = sheet.size() / {columns * size} * 8;\nauto plot = [&](int px, int py) {{\n  uint8_t* tile = &sheet[(py / 8 * {columns} + px / 8) * {size}];\n  int y = py % 8, bit = 0x80 >> px % 8;\n  for (int p = 0; p < {bpp}; ++p) {{\n    uint8_t& byte = tile[{PLACES[bpp]}];\n    byte = color >> p & 1 ? byte | bit : byte & ~bit;\n  }}\n}};\n{loops}"

    def oracle(sheet: list[int], *given: int) -> None:
        *place, color = given
        if shape == "filled":
            x0, y0, x1, y1 = place
        elif shape == "horizontal":
            x0, x1, y0 = place
            y1 = y0
        else:
            x0, y0, y1 = place
            x1 = x0
        tiles = tiles_of(sheet, bpp)
        for t, tile in enumerate(tiles):
            for y in range(8):
                for x in range(8):
                    if x0 <= t % columns * 8 + x <= x1 and y0 <= t // columns * 8 + y <= y1:
                        tile[y][x] = color
        sheet[:] = in_line([tile_bytes(tile, bpp) for tile in tiles])

    def given(r: random.Random) -> list[object]:
        rows = r.choice((1, 2))
        xs = sorted(r.randrange(-3, columns * 8 + 3) for _ in range(2))
        ys = sorted(r.randrange(-2, rows * 8 + 3) for _ in range(2))
        place = {"filled": [xs[0], ys[0], xs[1], ys[1]], "horizontal": [*xs, ys[0]], "vertical": [xs[0], *ys]}[shape]
        return [b"".join(some_tile(r, size) for _ in range(rows * columns)), *place, r.randrange(1 << bpp)]

    what = {
        "filled": "a filled rectangle from (x0, y0) to (x1, y1), both included (x0 <= x1, y0 <= y1)",
        "horizontal": "a horizontal line in row y0 from x0 to x1, both included (x0 <= x1)",
        "vertical": "a vertical line in column x0 from y0 to y1, both included (y0 <= y1)",
    }[shape]
    return Made(
        f"void @f({BUFFER} sheet, {args}, uint8_t color)",
        body,
        oracle,
        given,
        (
            f"Draw {what} in `color` onto a raw {bpp}bpp tile sheet, {columns} tiles wide, clipped.",
            f"Write a function that draws {what} into planar graphics. The sheet has rows of {columns} raw {bpp}bpp tiles and whole rows only, so it is {columns * 8} pixels wide. Coordinates are pixels from the upper left; parts outside are left out. `color` is below {1 << bpp}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I paint {what} directly on {bpp}bpp tiles ({columns} a row, {size} bytes each, full rows)? clip at the edges; color fits",
            f"The text box renderer draws on tiles in memory: {what}, in color `color` (fits the depth). {columns} tiles a row, {bpp}bpp planar; coordinates may lie outside and are clipped then; the buffer is a whole number of rows.",
        ),
    )


def row_as_nibbles(rng: random.Random) -> Made:
    left_high = rng.random() < 0.6
    back = rng.random() < 0.5
    shift = "28 - 4 * x" if left_high else "4 * x"
    if back:
        body = f"for (int p = 0; p < 4; ++p) {{\n  int byte = 0;\n  for (int x = 0; x < 8; ++x) byte |= (row >> ({shift} + p) & 1) << (7 - x);\n  tile[p / 2 * 16 + y * 2 + p % 2] = byte;\n}}"
    else:
        body = f"uint32_t row = 0;\nfor (int x = 0; x < 8; ++x)\n  for (int p = 0; p < 4; ++p) row |= static_cast<uint32_t>(tile[p / 2 * 16 + y * 2 + p % 2] >> (7 - x) & 1) << ({shift} + p);\nreturn row;"

    def read(tile: list[int], y: int) -> int:
        colors = tile_rows(tile, 4)[y]
        return int("".join(f"{c:x}" for c in (colors if left_high else colors[::-1])), 16)

    def write(tile: list[int], y: int, row: int) -> None:
        rows = tile_rows(tile, 4)
        digits = [int(d, 16) for d in f"{row:08x}"]
        rows[y] = digits if left_high else digits[::-1]
        tile[:] = tile_bytes(rows, 4)

    order = "the leftmost pixel in the highest four bits" if left_high else "the leftmost pixel in the lowest four bits"
    size = "32 bytes: 16 with planes 0 and 1, two bytes a row, then 16 with planes 2 and 3"
    if back:
        asks = (
            f"Set row `y` of a SNES 4bpp tile from a 32-bit value, four bits a pixel, {order}.",
            f"Write a function that stores a row of 8 pixels into a planar 4bpp tile ({size}; bit 7 left, plane p is bit p of the color). `row` has four bits a pixel, {order}; `y` is 0 to 7. The other rows stay.",
            f"How do I write a chunky uint32 (8 nibbles, {order}) into row y of a planar 4bpp tile? y < 8",
            f"My editor keeps a tile row as 32 bits ({order}). Write such a row back into the raw 4bpp tile of 32 bytes in console format, row number `y` (0-7).",
        )
    else:
        asks = (
            f"Row `y` of a SNES 4bpp tile as a 32-bit value, four bits a pixel, {order}.",
            f"Write a function that reads a row of 8 pixels of a planar 4bpp tile ({size}; bit 7 left, plane p is bit p of the color) into one number: four bits a pixel, {order}. `y` is 0 to 7.",
            f"How do I turn row y (0-7) of a planar 4bpp tile into a packed uint32 (8 nibbles, {order})?",
            f"Comparing rows is easier with one number. Pack row `y` (0-7) of the raw 4bpp tile (32 bytes, console format) into 32 bits, {order}.",
        )
    return Made(
        f"void @f({BUFFER} tile, int y, uint32_t row)" if back else f"uint32_t @f({BYTES} tile, int y)",
        body,
        write if back else read,
        (lambda r: [some_tile(r, 32), r.randrange(8), r.choice((r.getrandbits(32), 0, 0x12345678, 0xF0000001))])
        if back
        else (lambda r: [r.randbytes(32), r.randrange(8)]),
        asks,
    )


def swap_planes(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    move = rng.choice(("swap", "copy", "invert"))
    one = "std::swap(sheet[at + @a], sheet[at + @b]);"
    if move == "copy":
        one = "sheet[at + @b] = sheet[at + @a];"
    if move == "invert":
        one = "sheet[at + @a] ^= 0xFF;"
    one = one.replace("@a", PLACES[bpp].replace("p", "a")).replace("@b", PLACES[bpp].replace("p", "b"))
    body = f"for (size_t at = 0; at + {size} <= sheet.size(); at += {size})\n  for (int y = 0; y < 8; ++y) {one}"

    def oracle(sheet: list[int], a: int, b: int = 0) -> None:
        out = []
        for tile in tiles_of(sheet, bpp):
            rows = []
            for row in tile:
                line = []
                for color in row:
                    bits = list(f"{color:08b}"[::-1])
                    if move == "invert":
                        bits[a] = "10"[int(bits[a])]
                    else:
                        bits[a], bits[b] = (bits[b] if move == "swap" else bits[a]), bits[a]
                    line.append(int("".join(bits[::-1]), 2))
                rows.append(line)
            out += tile_bytes(rows, bpp)
        sheet[: len(out)] = out

    what = {
        "swap": "exchange planes `a` and `b`",
        "copy": "copy plane `a` over plane `b`",
        "invert": "invert plane `a`",
    }[move]
    return Made(
        f"void @f({BUFFER} sheet, int a{'' if move == 'invert' else ', int b'})",
        body,
        oracle,
        lambda r: [
            some_sheet(r, size, 3) + bytes(r.choice((0, 0, 5))),
            *(r.sample(range(bpp), 2) if move != "invert" else [r.randrange(bpp)]),
        ],
        (
            f"SNES {bpp}bpp tiles: {what} in every whole tile, in place.",
            f"Write a function that works on one color bit of a raw {bpp}bpp sheet: {what} in all complete tiles. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}. Planes are numbered from 0 to {bpp - 1}; bytes behind the last whole tile stay.",
            f"How do I {what} of {bpp}bpp planar graphics? in place, whole tiles of {size} bytes",
            f"Experiment for palette tricks: {what} throughout the sheet ({bpp}bpp, {size} bytes a tile), leaving a cut-off tile alone. Plane numbers are valid{' and different' if move != 'invert' else ''}.",
        ),
    )


def depth_needed(rng: random.Random) -> Made:
    bpp = rng.choice((4, 8))
    size = 8 * bpp
    mode = rng.choice(("bits", "mask", "tiles"))
    if mode == "tiles":
        body = f"std::vector<uint8_t> depths;\nfor (size_t at = 0; at + {size} <= sheet.size(); at += {size}) {{\n  int bits = 0;\n  for (int p = 0; p < {bpp}; ++p)\n    for (int y = 0; y < 8; ++y)\n      if (sheet[at + {PLACES[bpp]}] != 0) bits = p + 1;\n  depths.push_back(bits);\n}}\nreturn depths;"
    else:
        put = "bits = std::max(bits, p + 1);" if mode == "bits" else "bits |= 1 << p;"
        body = f"int bits = 0;\nfor (size_t at = 0; at + {size} <= sheet.size(); at += {size})\n  for (int p = 0; p < {bpp}; ++p)\n    for (int y = 0; y < 8; ++y)\n      if (sheet[at + {PLACES[bpp]}] != 0) {put}\nreturn bits;"

    def oracle(sheet: list[int]) -> object:
        tiles = [in_line(tile) for tile in tiles_of(sheet, bpp)]
        if mode == "tiles":
            return [max(tile).bit_length() for tile in tiles]
        if mode == "bits":
            return max([max(tile) for tile in tiles], default=0).bit_length()
        used = {p for tile in tiles for color in tile for p in range(bpp) if f"{color:08b}"[7 - p] == "1"}
        return sum(2**p for p in used)

    def given(r: random.Random) -> list[object]:
        sheet = bytearray(some_sheet(r, size, 3))
        for at in range(len(sheet)):
            plane = at % size // 16 * 2 + at % 2
            if plane >= r.choice((1, 2, 3, bpp, bpp)) or r.random() < 0.3:
                sheet[at] = 0
        return [bytes(sheet) + b"\xff" * r.choice((0, 0, 4))]

    result = {
        "bits": "how many bits a pixel are enough for all its colors (0 if everything is color 0)",
        "mask": "a mask of the planes that are not completely 0 (bit p for plane p)",
        "tiles": "for each whole tile how many bits a pixel its colors need (0 for a blank tile)",
    }[mode]
    return Made(
        f"{VECTOR if mode == 'tiles' else 'int'} @f({BYTES} sheet)",
        body,
        oracle,
        given,
        (
            f"SNES {bpp}bpp sheet: {result}. Whole tiles only.",
            f"Write a function that looks whether graphics could be stored with fewer colors. For a raw {bpp}bpp sheet return {result}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}; a partial tile at the end doesn't count.",
            f"How do I find out the real depth of {bpp}bpp art? planar tiles of {size} bytes -> {result}; ignore an incomplete tile",
            f"The packer chooses 2, 3 or 4 planes by itself if it knows {result}. Input: {bpp}bpp tiles as in VRAM; trailing bytes that make no tile are left out of account.",
        ),
    )


def shift_tile_colors(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    wrap = rng.random() < 0.5
    top = (1 << bpp) - 1
    change = f"(color - 1 + n) % {top} + 1" if wrap else f"std::min(color + n, {top})"
    body = cpp(
        """
        for (size_t at = 0; at + @size <= sheet.size(); at += @size)
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = 0;
              for (int p = 0; p < @bpp; ++p) color |= (sheet[at + @place] >> (7 - x) & 1) << p;
              if (color == 0) continue;
              color = @change;
              for (int p = 0; p < @bpp; ++p) {
                uint8_t& byte = sheet[at + @place];
                byte = (byte & ~(0x80 >> x)) | (color >> p & 1) << (7 - x);
              }
            }
        """,
        size=size,
        bpp=bpp,
        place=PLACES[bpp],
        change=change,
    )

    def oracle(sheet: list[int], n: int) -> None:
        cycle = list(range(1, top + 1))
        table = [0] + [cycle[(c - 1 + n) % top] if wrap else sorted((c + n, top))[0] for c in cycle]
        out = in_line([tile_bytes([[table[c] for c in row] for row in tile], bpp) for tile in tiles_of(sheet, bpp)])
        sheet[: len(out)] = out

    rule = f"colors 1 to {top} go round ({top} is followed by 1)" if wrap else f"colors stop at {top}"
    return Made(
        f"void @f({BUFFER} sheet, int n)",
        body,
        oracle,
        lambda r: [some_sheet(r, size, 2) + bytes(r.choice((0, 0, 3))), r.choice((0, 1, 2, top, top + 1))],
        (
            f"Raise all opaque pixels of a SNES {bpp}bpp sheet by n >= 0 color numbers; 0 stays 0, {rule}. In place, whole tiles.",
            f"Write a function that adds `n` (0 or more) to the color number of every pixel that isn't 0 in a raw {bpp}bpp sheet; {rule}, color 0 stays transparent. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}. Change complete tiles only.",
            f"How do I move tile graphics to higher palette entries ({bpp}bpp planar, in place)? c != 0 -> c + n, {rule}; n is not negative; partial tile untouched",
            f"A tileset should use other entries of its palette line: each non-transparent pixel gets n added, where {rule}. The data are {bpp}bpp tiles of {size} bytes; leftovers stay.",
        ),
    )


def clear_right_of(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    size = 8 * bpp
    left = rng.random() < 0.4
    keep = "0xFF >> n" if left else "0xFF00 >> n & 0xFF"
    body = f"int tiles = strip.size() / {size};\nfor (int t = 0; t < tiles; ++t) {{\n  int n = std::clamp(width - t * 8, 0, 8);\n  for (int i = 0; i < {size}; ++i) strip[t * {size} + i] &= {keep};\n}}"

    def oracle(strip: list[int], width: int) -> None:
        out = []
        for t, tile in enumerate(tiles_of(strip, bpp)):
            rows = [[0 if (t * 8 + x < width) == left else c for x, c in enumerate(row)] for row in tile]
            out += tile_bytes(rows, bpp)
        strip[:] = out

    part = "the first `width` columns" if left else "everything from column `width` on"
    return Made(
        f"void @f({BUFFER} strip, int width)",
        body,
        oracle,
        lambda r: [
            b"".join(some_tile(r, size) for _ in range(r.randrange(1, 4))),
            r.choice((0, 1, 7, 8, 9, 15, 16, 20, 40)),
        ],
        (
            f"Row of raw {bpp}bpp tiles side by side: clear {part} (pixels, >= 0), in place.",
            f"Write a function that erases a part of a picture made of {bpp}bpp tiles lying next to each other: {part} becomes color 0, the rest stays. `width` is in pixels, 0 or more, perhaps beyond the right edge. The strip has whole tiles; {FORMATS[bpp]}.".replace(
                "columns becomes", "columns become"
            ),
            f"How do I blank {part} of a tile strip without decoding it? {bpp}bpp, {size} bytes a tile, whole tiles; width >= 0 may be anywhere",
            f"A text line ({bpp}bpp tiles, left to right) is revealed pixel by pixel: {part} must be transparent. Mask the bytes in place; `width` isn't negative but may exceed the line.",
        ),
    )


def glue_narrow_strip(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2))
    size = 8 * bpp
    body = cpp(
        """
        std::vector<uint8_t> out((widthA + widthB + 7) / 8 * @size);
        for (int x = 0; x < widthA + widthB; ++x) {
          const std::vector<uint8_t>& from = x < widthA ? a : b;
          int u = x < widthA ? x : x - widthA;
          for (int i = 0; i < @size; ++i)
            if (from[u / 8 * @size + i] >> (7 - u % 8) & 1) out[x / 8 * @size + i] |= 0x80 >> x % 8;
        }
        return out;
        """,
        size=size,
    )

    def oracle(a: list[int], b: list[int], wa: int, wb: int) -> list[int]:
        one, two = tiles_of(a, bpp), tiles_of(b, bpp)
        rows = []
        for y in range(8):
            line = in_line([tile[y] for tile in one])[:wa] + in_line([tile[y] for tile in two])[:wb]
            rows.append(line + [0] * (-len(line) % 8))
        return in_line([tile_bytes([row[x : x + 8] for row in rows], bpp) for x in range(0, len(rows[0]), 8)])

    def given(r: random.Random) -> list[object]:
        strips = [b"".join(some_tile(r, size) for _ in range(r.randrange(1, 3))) for _ in range(2)]
        return [*strips, *[r.randrange(0, len(one) // bpp + 1) for one in strips]]

    return Made(
        f"{VECTOR} @f({BYTES} a, {BYTES} b, int widthA, int widthB)",
        body,
        oracle,
        given,
        (
            f"Join two strips of raw {bpp}bpp tiles at pixel precision: the first widthA columns of a, directly followed by the first widthB of b; as many tiles as needed, unused columns 0.",
            f"Write a function that sets two rendered words next to each other. `a` and `b` are rows of {bpp}bpp tiles, of which the first `widthA` and `widthB` pixel columns (0 or more, within the strips) count. In the result b's columns follow a's immediately; it has just enough tiles for both, and columns without a pixel are color 0. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I concatenate variable-width text graphics ({bpp}bpp tiles, left to right)? widthA px of a + widthB px of b, ceil to whole tiles, zero-filled; widths fit",
            f"Names are pre-rendered to tile strips with an exact pixel width. Put one behind the other without a gap: {size} bytes a tile, ceil((widthA + widthB) / 8) tiles, nothing beyond the given widths may show up.",
        ),
    )


def quarter_turn_planar(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    way = rng.choice(("right", "left", "main", "anti"))
    source = {
        "right": f"tile[{PLACES[bpp].replace('y', '(7 - x)')}] >> (7 - y) & 1",
        "left": f"tile[{PLACES[bpp].replace('y', 'x')}] >> y & 1",
        "main": f"tile[{PLACES[bpp].replace('y', 'x')}] >> (7 - y) & 1",
        "anti": f"tile[{PLACES[bpp].replace('y', '(7 - x)')}] >> y & 1",
    }[way]
    body = f"std::vector<uint8_t> out({size});\nfor (int p = 0; p < {bpp}; ++p)\n  for (int y = 0; y < 8; ++y)\n    for (int x = 0; x < 8; ++x)\n      if ({source}) out[{PLACES[bpp]}] |= 0x80 >> x;\nreturn out;"

    def oracle(tile: list[int]) -> list[int]:
        rows = tile_rows(tile, bpp)
        turned = [list(column) for column in zip(*rows, strict=True)]
        if way == "right":
            turned = [row[::-1] for row in turned]
        elif way == "left":
            turned = turned[::-1]
        elif way == "anti":
            turned = [row[::-1] for row in turned[::-1]]
        return tile_bytes(turned, bpp)

    what = {
        "right": "turned by 90 degrees clockwise",
        "left": "turned by 90 degrees counterclockwise",
        "main": "mirrored along the diagonal from the upper left to the lower right (rows become columns)",
        "anti": "mirrored along the diagonal from the upper right to the lower left",
    }[way]
    return Made(
        f"{VECTOR} @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [some_tile(r, size)],
        (
            f"Raw SNES {bpp}bpp tile {what}.",
            f"Write a function that returns a planar 8x8 tile {what}, in the same format. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I get a {bpp}bpp tile {what}? {size} bytes in VRAM format in and out",
            f"The PPU can only flip; for my arrow tiles I also need the picture {what}. Planar {bpp}bpp in and out.",
        ),
    )


def flat_rows_of_strip(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    what = rng.choice(("blank", "flat"))
    if what == "blank":
        inner = f"bool empty = true;\n  for (size_t at = 0; at + {size} <= strip.size(); at += {size})\n    for (int p = 0; p < {bpp}; ++p) empty = empty && strip[at + {PLACES[bpp]}] == 0;"
        cond = "empty"
    else:
        inner = f"bool flat = true;\n  for (int p = 0; p < {bpp}; ++p)\n    for (size_t at = 0; at + {size} <= strip.size(); at += {size}) {{\n      uint8_t byte = strip[at + {PLACES[bpp]}];\n      flat = flat && (byte == 0 || byte == 0xFF) && byte == strip[{PLACES[bpp]}];\n    }}"
        cond = "flat"
    body = (
        f"uint8_t rows = 0;\nfor (int y = 0; y < 8; ++y) {{\n  {inner}\n  if ({cond}) rows |= 1 << y;\n}}\nreturn rows;"
    )

    def oracle(strip: list[int]) -> int:
        tiles = tiles_of(strip, bpp)
        mask = 0
        for y in range(8):
            line = in_line([tile[y] for tile in tiles])
            if not any(line) if what == "blank" else len(set(line)) == 1:
                mask += 2**y
        return mask

    def given(r: random.Random) -> list[object]:
        tiles = [tile_rows(list(some_tile(r, size)), bpp) for _ in range(r.randrange(1, 4))]
        for y in range(8):
            kind = r.random()
            if kind < 0.6:
                color = 0 if kind < 0.3 else r.randrange(1 << bpp)
                for tile in tiles:
                    tile[y] = [color] * 8
        return [in_line([tile_bytes(tile, bpp) for tile in tiles])]

    rule = "completely color 0" if what == "blank" else "of one color over all tiles (any color, also 0)"
    return Made(
        f"uint8_t @f({BYTES} strip)",
        body,
        oracle,
        given,
        (
            f"Strip of raw {bpp}bpp tiles side by side: mask of the pixel rows (bit 0 = top) that are {rule}.",
            f"Write a function that looks at the 8 pixel rows of a picture which is one tile high and several {bpp}bpp tiles (at least one, whole ones) wide. Bit y of the result is set if row y (0 = top) is {rule}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I detect rows that are {rule} in a row of {bpp}bpp tiles? uint8 mask, bit 0 for the top row; one whole tile or more",
            f"HDMA could draw rows that are {rule}. Which of the 8 rows of this tile strip ({size} bytes a tile, left to right, not empty) are? Bit number = row from the top.",
        ),
    )


def tile_checksum(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    factor = rng.choice((31, 33, 257))
    blank = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint16_t> keys;
        for (size_t at = 0; at + @size <= sheet.size(); at += @size) {
          uint32_t key = 0;
          for (int i = 0; i < @size; ++i) key = (key * @factor + sheet[at + i]) & 0xFFFF;
          @blank
          keys.push_back(key);
        }
        return keys;
        """,
        size=size,
        factor=factor,
        blank="if (std::all_of(sheet.begin() + at, sheet.begin() + at + @size, [](uint8_t b) { return b == 0; })) key = 0xFFFF;".replace(
            "@size", str(size)
        )
        if blank
        else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(sheet: list[int]) -> list[int]:
        out = []
        for tile in [one for one in in_rows(sheet, size) if len(one) == size]:
            total = sum(byte * factor ** (size - 1 - i) for i, byte in enumerate(tile))
            out.append(0xFFFF if blank and not any(tile) else total % 65536)
        return out

    rest = "; a tile of zeros has 0xFFFF instead" if blank else ""
    return Made(
        f"std::vector<uint16_t> @f({BYTES} sheet)",
        body,
        oracle,
        lambda r: [some_sheet(r, size, 4) + bytes(r.choice((0, 0, 3)))],
        (
            f"16-bit key for each {size}-byte tile: key = key * {factor} + byte over its bytes, from 0, mod 65536{rest}. Whole tiles only.",
            f"Write a function that makes a short fingerprint of every whole tile ({size} bytes) of a sheet: starting with 0, for each byte in order the key is multiplied by {factor} and the byte is added, all modulo 65536{rest}. Return the keys in order.",
            f"How do I hash tiles of {size} bytes so that I can find candidates for duplicates? uint16 h = h * {factor} + b{rest}; incomplete tile ignored",
            f"My duplicate finder first compares 16-bit keys. For each tile ({bpp}bpp, {size} bytes): h = 0, then h = (h * {factor} + byte) & $FFFF for all its bytes{rest}; bytes after the last whole tile have none.",
        ),
    )


RECIPES = (
    compose_with_mask,
    filled_tile,
    box_on_planar_canvas,
    row_as_nibbles,
    swap_planes,
    depth_needed,
    shift_tile_colors,
    clear_right_of,
    glue_narrow_strip,
    quarter_turn_planar,
    flat_rows_of_strip,
    tile_checksum,
)
