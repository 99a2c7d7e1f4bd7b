"""Work on the bit planes of raw tiles: scrolls, halves of a depth, remaps, shadows, silhouettes, differences, statistics."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


PAIRS = "planes come in pairs of 16 bytes, in a pair each row has two bytes (lower plane first), bit 7 is the left pixel, plane p is bit p of the color"
PLACE = "p / 2 * 16 + y * 2 + p % 2"


def _read(tile: list[int], bpp: int) -> list[list[int]]:
    """The colors of a tile with interleaved pairs of planes, row by row."""
    planes = [tile[16 * pair + low : 16 * pair + 16 : 2] for pair in range(bpp // 2) for low in (0, 1)]
    rows = []
    for y in range(8):
        texts = [f"{plane[y]:08b}" for plane in planes]
        rows.append([int("".join(column[::-1]), 2) for column in zip(*texts, strict=True)])
    return rows


def _write(rows: list[list[int]], bpp: int) -> list[int]:
    out: list[int] = []
    for low in range(0, bpp, 2):
        for row in rows:
            out += [int("".join(str(color >> plane & 1) for color in row), 2) for plane in (low, low + 1)]
    return out


def _tiles(data: list[int], bpp: int) -> list[list[list[int]]]:
    size = 8 * bpp
    return [_read(data[at : at + size], bpp) for at in range(0, len(data) - size + 1, size)]


def _some(r: random.Random, size: int) -> bytes:
    kind = r.choice(("any", "few", "zero", "any", "bands"))
    if kind == "any":
        return r.randbytes(size)
    out = bytearray(size)
    for _ in range({"few": 3, "zero": 0, "bands": 8}[kind]):
        out[r.randrange(size)] = r.choice((0x80, 1, 0xFF, 0x18, r.randrange(256)))
    return bytes(out)


def _sheet(r: random.Random, size: int, most: int = 4, least: int = 0) -> bytes:
    return b"".join(_some(r, size) for _ in range(r.randrange(least, most + 1)))


def scroll_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4, 8))
    way = rng.choice(("left", "right", "up", "down"))
    size = 8 * bpp
    across = way in ("left", "right")
    if way == "left":
        inner = "tile[i] = (tile[i] << n | tile[i] >> (8 - n)) & 0xFF;"
    elif way == "right":
        inner = "tile[i] = (tile[i] >> n | tile[i] << (8 - n)) & 0xFF;"
    else:
        inner = ""
    if across:
        body = f"int n = steps % 8;\nfor (size_t i = 0; i < tile.size(); ++i) {inner}"
    else:
        turn = "(i % 16 + 2 * n) % 16" if way == "up" else "(i % 16 + 16 - 2 * n) % 16"
        body = f"std::vector<uint8_t> old = tile;\nint n = steps % 8;\nfor (size_t i = 0; i < tile.size(); ++i) tile[i] = old[i / 16 * 16 + {turn}];"

    def oracle(tile: list[int], steps: int) -> None:
        rows = _read(tile, bpp)
        n = steps % 8 if way in ("left", "up") else -steps % 8
        tile[:] = _write([row[n:] + row[:n] for row in rows] if across else rows[n:] + rows[:n], bpp)

    edge = {
        "left": "left edge come back on the right",
        "right": "right edge come back on the left",
        "up": "top come back at the bottom",
        "down": "bottom come back at the top",
    }[way]
    return Made(
        f"void @f({BUFFER} tile, int steps)",
        body,
        oracle,
        lambda r: [_some(r, size), r.choice((0, 1, 7, 8, 9, r.randrange(30)))],
        (
            f"Scroll a raw SNES {bpp}bpp tile {way} by `steps` pixels (0 or more), wrapping around.",
            f"Write a function that scrolls one 8x8 tile of {size} bytes {way} by `steps` pixels in place; pixels pushed over the {edge}. `steps` is not negative and may exceed 7. In the tile {PAIRS}.",
            f"How do I make an animated waterfall tile, i.e. rotate its pixels {way}? {bpp}bpp, planar, {_steps_said(across)}; pixels which leave at the {edge}, `steps` (>= 0) counts modulo 8.",
            f"My conveyor belt animation generates its frames: each is the base tile shifted {way} with wrap-around by a number of pixels. The tile is in console format ({bpp} planes; {PAIRS}). Change it in place.",
            f"tile' = tile rotated {way} by steps mod 8 pixels ({bpp}bpp planar, interleaved plane pairs)",
        ),
    )


def _steps_said(across: bool) -> str:
    return (
        "every byte is 8 pixels of a row"
        if across
        else "a row is two neighbouring bytes in each 16-byte pair of planes"
    )


def join_half_depths(rng: random.Random) -> Made:
    swapped = rng.random() < 0.4
    split = rng.random() < 0.4
    if split:
        start = 16 if swapped else 0
        signature = f"std::vector<uint8_t> @f({BYTES} sheet)"
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + 32 <= sheet.size(); at += 32) out.insert(out.end(), sheet.begin() + at + {start}, sheet.begin() + at + {start + 16});\nreturn out;".replace(
            " + 0", ""
        )

        def oracle_split(sheet: list[int]) -> list[int]:
            mask = 4 if swapped else 1
            return [
                byte
                for tile in _tiles(sheet, 4)
                for byte in _write([[color // mask % 4 for color in row] for row in tile], 2)
            ]

        which = (
            "upper two bits of each color (planes 2 and 3)"
            if swapped
            else "lower two bits of each color (planes 0 and 1)"
        )
        return Made(
            signature,
            body,
            oracle_split,
            lambda r: [_sheet(r, 32, 3) + bytes(r.choice((0, 0, 7)))],
            (
                f"4bpp sheet to 2bpp: keep only the {which}. Incomplete last tile: drop it.",
                f"Write a function that makes a 2bpp sheet out of a SNES 4bpp sheet by keeping the {which}. A 4bpp tile has 32 bytes, first 16 for planes 0 and 1, then 16 for planes 2 and 3; a 2bpp tile is such a block of 16. Bytes after the last whole tile are ignored.",
                f"How do I get layer 3 graphics out of 4bpp art that uses the {which}? Tile by tile, 32 bytes become 16; a remainder is left out.",
                f"for each whole 32-byte tile: output its bytes {start} to {start + 15}",
                f"Someone hid two 2bpp fonts in one 4bpp sheet. I want the one in the {which}, as normal SNES 2bpp tiles in the same order (only complete 4bpp tiles count).",
            ),
        )
    first, second = ("high", "low") if swapped else ("low", "high")
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; at + 16 <= std::min(low.size(), high.size()); at += 16) {
          out.insert(out.end(), low.begin() + at, low.begin() + at + 16);
          out.insert(out.end(), high.begin() + at, high.begin() + at + 16);
        }
        return out;
        """
    )

    def oracle(a: list[int], b: list[int]) -> list[int]:
        low, high = (b, a) if swapped else (a, b)
        out = []
        for one, two in zip(_tiles(low, 2), _tiles(high, 2), strict=False):
            out += _write([[c + 4 * d for c, d in zip(x, y, strict=True)] for x, y in zip(one, two, strict=True)], 4)
        return out

    return Made(
        f"std::vector<uint8_t> @f({BYTES} {first}, {BYTES} {second})",
        body,
        oracle,
        lambda r: [_sheet(r, 16, 3, 1) + bytes(r.choice((0, 0, 5))), _sheet(r, 16, 3, 1)],
        (
            "Combine two SNES 2bpp sheets into one 4bpp sheet: `low` gives color bits 0-1, `high` bits 2-3. As many tiles as both have whole.",
            "Write a function that merges two 2bpp sheets tile by tile into 4bpp: a pixel's color is its color in `low` plus 4 times its color in `high`. 2bpp tiles have 16 bytes (two bytes a row, plane 0 first), 4bpp tiles the 16 bytes of planes 0 and 1 and then those of planes 2 and 3. Stop where either sheet has no whole tile left.",
            "How do I pack two 2-bit fonts into 4bpp tiles so that palettes choose between them? Planes 0/1 come from `low`, planes 2/3 from `high`; surplus tiles of the longer sheet and partial tiles are dropped.",
            "out tile n = low tile n (16 bytes), high tile n (16 bytes), while both are complete",
            "I keep the two halves of my 4bpp graphics in separate 2bpp files; `low` holds planes 0 and 1, `high` planes 2 and 3. Build the SNES 4bpp data, cut to the shorter file in whole tiles.",
        ),
    )


def remap_row_word(rng: random.Random) -> Made:
    low = rng.random() < 0.6
    packed = rng.random() < 0.5
    a, b = ("row & 0xFF", "row >> 8") if low else ("row >> 8", "row & 0xFF")
    make = "first | second << 8" if low else "second | first << 8"
    index = f"((({a}) >> x & 1) | (({b}) >> x & 1) << 1)"
    body = cpp(
        """
        int first = 0, second = 0;
        for (int x = 0; x < 8; ++x) {
          int color = @color;
          first |= (color & 1) << x;
          second |= (color >> 1 & 1) << x;
        }
        return @make;
        """,
        color=f"map >> 2 * {index}" if packed else f"map[{index[1:-1]}]",
        make=make,
    )

    def oracle(row: int, given: int | list[int]) -> int:
        table = [given // 4**c % 4 for c in range(4)] if isinstance(given, int) else given
        high, lower = f"{row:016b}"[:8], f"{row:016b}"[8:]
        pairs = zip(high, lower, strict=True) if low else zip(lower, high, strict=True)
        colors = [f"{table[int(p1 + p0, 2)]:02b}" for p1, p0 in pairs]
        one, two = "".join(color[0] for color in colors), "".join(color[1] for color in colors)
        return int(one + two if low else two + one, 2)

    where = (
        "plane 0 in its low byte and plane 1 in its high byte"
        if low
        else "plane 0 in its high byte and plane 1 in its low byte"
    )
    table = "bits 2c and 2c+1 of the byte `map`" if packed else "map[c] (4 entries, each 0-3)"
    return Made(
        f"uint16_t @f(uint16_t row, {'uint8_t' if packed else BYTES} map)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 0xFFFF, 0xFF00, r.getrandbits(16), r.getrandbits(16))),
            r.choice((0xE4, 0x1B, r.randrange(256))) if packed else [r.randrange(4) for _ in range(4)],
        ],
        (
            f"Recolor one 2bpp tile row held in a word ({where}): color c of each pixel becomes {table}.",
            f"Write a function that replaces the colors of 8 pixels. `row` has {where}; bit 7 of both is the leftmost pixel, plane 0 is the lower bit of the color. The new color for c is {table}. Return the row in the same form.",
            f"How do I permute the four colors of a 2bpp row? The row comes as one 16-bit value with {where}; color c turns into {table}.",
            f"for all 8 pixels: c = plane1 << 1 | plane0 -> {table}; {where}",
            f"My font has ink and shadow the wrong way round. Given a row of it as a word ({where}) and the exchange of its four colors (c becomes {table}), build the corrected word.",
        ),
    )


def tiles_touch(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    body = cpp(
        """
        int count = 0;
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            int u = x - dx, v = y - dy;
            if (u < 0 || u > 7 || v < 0 || v > 7) continue;
            bool solid = false, other = false;
            for (int p = 0; p < @bpp; ++p) {
              int plane = p / 2 * 16 + p % 2;
              if (a[plane + y * 2] >> (7 - x) & 1) solid = true;
              if (b[plane + v * 2] >> (7 - u) & 1) other = true;
            }
            @count
          }
        return @result;
        """,
        bpp=bpp,
        count="if (solid && other) ++count;",
        result="count" if (counted := rng.random() < 0.6) else "count > 0",
    )

    def oracle(a: list[int], b: list[int], dx: int, dy: int) -> int:
        one = {(x, y) for y, row in enumerate(_read(a, bpp)) for x, color in enumerate(row) if color}
        two = {(x + dx, y + dy) for y, row in enumerate(_read(b, bpp)) for x, color in enumerate(row) if color}
        return len(one & two) if counted else int(bool(one & two))

    wanted = (
        "the number of places where both are opaque" if counted else "whether there is a place where both are opaque"
    )
    return Made(
        f"{'int' if counted else 'bool'} @f({BYTES} a, {BYTES} b, int dx, int dy)",
        body,
        oracle,
        lambda r: [
            _some(r, size),
            _some(r, size),
            r.choice((0, 1, -1, 7, -7, 8, r.randrange(-10, 11))),
            r.choice((0, 0, 1, -1, 7, r.randrange(-10, 11))),
        ],
        (
            f"Pixel-perfect overlap of two SNES {bpp}bpp tiles, b placed dx right and dy below a (may be negative): {wanted}. Color 0 is transparent.",
            f"Write a function for pixel-exact collisions. Tile b lies `dx` pixels to the right of tile a and `dy` pixels below it (negative: left, above). Return {wanted}; color 0 is not opaque. Both are 8x8 with {bpp} planes: {PAIRS}.",
            f"How do I test two sprites' tiles against each other pixel by pixel? Pixel (x, y) of b is at (x + dx, y + dy) in a's coordinates; {size} bytes each, planar pairs. Tell me {wanted}.",
            f"{wanted}: a(x, y) != 0 and b(x - dx, y - dy) != 0, inside both 8x8 tiles ({bpp}bpp, interleaved)",
            f"The hit box says that my shot meets the enemy, now the pixels decide: both tiles are raw {bpp}bpp, b offset from a by (dx, dy). Result: {wanted} (0 = transparent).",
        ),
    )


def select_colors_as_mask(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    inverse = rng.random() < 0.3
    body = cpp(
        """
        std::vector<uint8_t> mask(8);
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            int color = 0;
            for (int p = 0; p < @bpp; ++p) color |= (tile[@place] >> (7 - x) & 1) << p;
            if (@test) mask[y] |= 0x80 >> x;
          }
        return mask;
        """,
        bpp=bpp,
        place=PLACE,
        test="(colors >> color & 1) == 0" if inverse else "colors >> color & 1",
    )

    def oracle(tile: list[int], colors: int) -> list[int]:
        wanted = {c for c in range(16) if f"{colors & 0xFFFF:016b}"[15 - c] == ("0" if inverse else "1")}
        return [int("".join("1" if color in wanted else "0" for color in row), 2) for row in _read(tile, bpp)]

    pick = "is not in the set" if inverse else "is in the set"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} tile, uint16_t colors)",
        body,
        oracle,
        lambda r: [_some(r, size), r.choice((0xFFFE, 1, 2, r.getrandbits(16), r.getrandbits(16)))],
        (
            f"1bpp mask of a {bpp}bpp SNES tile: a bit is 1 where the pixel's color {pick} `colors` (bit c stands for color c). 8 bytes, top row first.",
            f"Write a function that turns a planar tile into an 8-byte monochrome mask. `colors` is a set of colors: bit c is 1 if color c belongs to it. A pixel whose color {pick} gives 1, the others 0; the leftmost pixel is bit 7. The tile has {size} bytes: {PAIRS}.",
            f"How do I extract some colors of a {bpp}bpp tile as a 1bpp tile? The wanted pixels are those whose color {pick} given as a 16-bit mask `colors`.",
            f"mask[y] bit (7 - x) = color(x, y) {'not in' if inverse else 'in'} colors, colors a bit set over 0..{(1 << bpp) - 1}; tile {bpp}bpp interleaved",
            f"For a priority mask I choose colors in the editor (bit n of `colors` = color n) and need, for a raw {bpp}bpp tile, one byte a row with a 1 for every pixel whose color {pick}.",
        ),
    )


def glyph_with_shadow(rng: random.Random) -> Made:
    ink, shade = rng.sample((1, 2, 3), 2)
    dx, dy = rng.choice(((1, 1), (1, 0), (0, 1), (-1, 1)))
    moved = {(1, 1): "above >> 1", (1, 0): "row >> 1", (0, 1): "above", (-1, 1): "above << 1 & 0xFF"}[dx, dy]
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t y = 0; y < glyph.size(); ++y) {
          int row = glyph[y];
          @above
          int shadow = @moved & ~row;
          int low = @low, high = @high;
          out.push_back(low);
          out.push_back(high);
        }
        return out;
        """,
        above="int above = y % 8 > 0 ? glyph[y - 1] : 0;" if dy else "",
        moved=f"({moved})",
        low=" | ".join(part for part, color in (("row", ink), ("shadow", shade)) if color & 1) or "0",
        high=" | ".join(part for part, color in (("row", ink), ("shadow", shade)) if color & 2) or "0",
    ).replace("\n  \n", "\n")

    def oracle(glyph: list[int]) -> list[int]:
        out: list[int] = []
        for at in range(0, len(glyph), 8):
            rows = [f"{byte:08b}" for byte in glyph[at : at + 8]]
            lit = {(x, y) for y, row in enumerate(rows) for x, one in enumerate(row) if one == "1"}
            dark = {(x + dx, y + dy) for x, y in lit} - lit
            out += _write(
                [[ink if (x, y) in lit else shade if (x, y) in dark else 0 for x in range(8)] for y in range(8)], 2
            )
        return out

    place = {
        (1, 1): "one pixel right and one below",
        (1, 0): "one pixel to the right",
        (0, 1): "one pixel below",
        (-1, 1): "one pixel left and one below",
    }[dx, dy]
    return Made(
        f"std::vector<uint8_t> @f({BYTES} glyph)",
        body,
        oracle,
        lambda r: [_sheet(r, 8, 3, 1)],
        (
            f"1bpp font (8 bytes a letter) to SNES 2bpp with a drop shadow: ink color {ink}, shadow color {shade} (offset: {place}), background 0. No shadow over ink or outside its letter.",
            f"Write a function that converts 8x8 letters of one bit a pixel to 2bpp tiles and gives them a shadow. Set pixels get color {ink}. A pixel that is not set gets color {shade} if it lies {place} as seen from a set pixel of the same letter, else 0. Output per row: the byte of plane 0 (low color bit), then that of plane 1.",
            f"How do I add a text shadow while expanding a font? Input: whole letters, 8 rows each, bit 7 left. Ink = {ink}, shadow = {shade}, offset {place}; the shadow never leaves the 8x8 cell and never covers ink. Output 16 bytes a letter.",
            f"color(x, y) = ink(x, y) ? {ink} : ink(x - ({dx}), y - ({dy})) ? {shade} : 0 within each letter; output 2bpp interleaved",
            f"White letters are hard to read on my sky. Render the monochrome font as 2bpp with color {ink} for the letter and color {shade} for its shadow, which falls {place}; each letter by itself.",
        ),
    )


def densest_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    what = rng.choice(("list", "most", "least"))
    count = cpp(
        """
        int solid = 0;
        for (int y = 0; y < 8; ++y) {
          int row = @parts;
          for (; row; row &= row - 1) ++solid;
        }
        """,
        parts=" | ".join(f"sheet[at + {p // 2 * 16 + p % 2} + y * 2]".replace(" + 0 ", " ") for p in range(bpp)),
    ).replace("\n", "\n  ")
    loop = f"for (size_t at = 0; at + {size} <= sheet.size(); at += {size}) {{\n  {count}\n"
    if what == "list":
        body = f"std::vector<int> counts;\n{loop}  counts.push_back(solid);\n}}\nreturn counts;"
    elif what == "most":
        body = f"int best = -1, most = -1;\n{loop}  if (solid > most) {{\n    most = solid;\n    best = at / {size};\n  }}\n}}\nreturn best;"
    else:
        body = f"int best = -1, least = 65;\n{loop}  if (solid > 0 && solid < least) {{\n    least = solid;\n    best = at / {size};\n  }}\n}}\nreturn best;"

    def oracle(sheet: list[int]) -> object:
        counts = [sum(color > 0 for row in tile for color in row) for tile in _tiles(sheet, bpp)]
        if what == "list":
            return counts
        kept = [count for count in counts if count or what == "most"]
        return counts.index(max(kept) if what == "most" else min(kept)) if kept else -1

    wanted = {
        "list": "how many opaque pixels each tile has, as a list",
        "most": "the number of the tile with the most opaque pixels (the first of several; -1 for an empty sheet)",
        "least": "the number of the tile with the fewest opaque pixels among those that have any (the first of several; -1 if there is none)",
    }[what]
    return Made(
        f"{'std::vector<int>' if what == 'list' else 'int'} @f({BYTES} sheet)",
        body,
        oracle,
        lambda r: [_sheet(r, size, 5) + bytes(r.choice((0, 0, 9)))],
        (
            f"SNES {bpp}bpp sheet: {wanted}. Color 0 isn't opaque.",
            f"Write a function that returns {wanted}. The sheet holds tiles of {size} bytes ({bpp} planes, in pairs: plane bytes of a row lie side by side, 16 bytes a pair); a pixel is opaque if any of its planes has a 1. Whole tiles only.",
            f"How do I measure the fill of {bpp}bpp tiles? I want {wanted}. Pixels of color 0 are see-through; ignore a partial tile at the end.",
            f"{wanted}; opaque = color != 0, {size} bytes a tile",
            f"To judge overdraw I need {wanted}. Raw {bpp}bpp data as in VRAM, opaque means not color 0, leftover bytes are no tile.",
        ),
    )


def tile_to_mode7(rng: random.Random) -> Made:
    bpp = rng.choice((4, 4, 2))
    size = 8 * bpp
    keep = rng.random() < 0.6
    colors = 1 << bpp
    body = cpp(
        """
        std::vector<uint8_t> pixels;
        for (size_t at = 0; at + @size <= tiles.size(); at += @size)
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = 0;
              for (int p = 0; p < @bpp; ++p) color |= (tiles[at + @place] >> (7 - x) & 1) << p;
              pixels.push_back(@value);
            }
        return pixels;
        """,
        size=size,
        bpp=bpp,
        place=PLACE,
        value=f"color ? palette * {colors} + color : 0" if keep else f"palette * {colors} + color",
    )

    def oracle(tiles: list[int], palette: int) -> list[int]:
        line = list(range(palette * colors, palette * colors + colors))
        if keep:
            line[0] = 0
        return [line[color] for tile in _tiles(tiles, bpp) for row in tile for color in row]

    zero = "color 0 stays 0" if keep else "also for color 0"
    most = 16 if bpp == 4 else 8
    return Made(
        f"std::vector<uint8_t> @f({BYTES} tiles, int palette)",
        body,
        oracle,
        lambda r: [_sheet(r, size, 3) + bytes(r.choice((0, 0, 3))), r.choice((0, 1, most - 1, r.randrange(most)))],
        (
            f"SNES {bpp}bpp tiles -> Mode 7 pixels (a byte each), colors moved to palette line `palette` of {colors} colors ({zero}).",
            f"Write a function that converts planar {bpp}bpp tiles to Mode 7's 64 bytes a tile: one byte a pixel, row by row, tile after tile. A pixel's byte is its color plus {colors} * palette ({zero}; palette 0 to {most - 1}). In the source {PAIRS}; an incomplete tile at the end is left out.",
            f"How do I reuse ordinary {bpp}bpp graphics in Mode 7? Every pixel becomes a byte palette * {colors} + color, {zero}. Whole tiles only, {size} bytes in, 64 out.",
            f"pixel byte = {'color ? ' if keep else ''}{colors} * palette + color{' : 0' if keep else ''}; tiles of {size} bytes, planes in interleaved pairs",
            f"My rotating boss is drawn as {bpp}bpp tiles, but Mode 7 wants linear 8-bit pixels with absolute CGRAM indices. It uses palette number `palette` ({colors} colors each; {zero}). Convert the whole tiles.",
        ),
    )


def changed_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 24, 32, 64))
    what = rng.choice(("numbers", "runs", "count"))
    bpp = size // 8
    if what == "runs":
        returns = "std::vector<int>"
        body = f"std::vector<int> runs;\nint count = std::min(before.size(), after.size()) / {size};\nfor (int n = 0; n < count; ++n) {{\n  if (std::equal(before.begin() + n * {size}, before.begin() + (n + 1) * {size}, after.begin() + n * {size})) continue;\n  size_t last = runs.size();\n  if (last && runs[last - 2] + runs[last - 1] == n) ++runs[last - 1];\n  else runs.insert(runs.end(), {{n, 1}});\n}}\nreturn runs;"
        said = (
            "the runs of changed tiles in order, flat: first tile number and length of each run, and no two runs adjoin"
        )
    else:
        returns = "std::vector<int>" if what == "numbers" else "int"
        keep, start = (
            ("numbers.push_back(n);", "std::vector<int> numbers;")
            if what == "numbers"
            else ("++numbers;", "int numbers = 0;")
        )
        body = f"{start}\nint count = std::min(before.size(), after.size()) / {size};\nfor (int n = 0; n < count; ++n)\n  if (!std::equal(before.begin() + n * {size}, before.begin() + (n + 1) * {size}, after.begin() + n * {size})) {keep}\nreturn numbers;"
        said = "the numbers of the tiles that changed, ascending" if what == "numbers" else "how many tiles changed"

    def oracle(before: list[int], after: list[int]) -> object:
        count = min(len(before), len(after)) // size
        numbers = sorted(
            {at // size for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b and at < count * size}
        )
        if what == "numbers":
            return numbers
        if what == "count":
            return len(numbers)
        starts = [n for n in numbers if n - 1 not in numbers]
        ends = [n for n in numbers if n + 1 not in numbers]
        return [number for a, b in zip(starts, ends, strict=True) for number in (a, b - a + 1)]

    def given(r: random.Random) -> list[object]:
        sheet = r.randbytes(size * r.randrange(1, 8) + r.choice((0, 0, 4)))
        other = bytearray(sheet)
        for _ in range(r.randrange(0, 5)):
            other[r.randrange(len(other))] ^= 1 << r.randrange(8)
        return [sheet, bytes(other) + bytes(r.choice((0, 0, size)))]

    return Made(
        f"{returns} @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Which {bpp}bpp tiles ({size} bytes) differ between two versions of a sheet? Return {said}. Only tiles that both have whole.",
            f"Write a function that compares two sheets of {size}-byte tiles and returns {said}. A tile has changed if any of its bytes has; tiles which are not complete in both sheets do not count. Tile numbers start at 0.",
            f"How do I upload only what was redrawn? Compare the old VRAM image with the new one, {bpp}bpp, and give me {said}. Stop where one of the two has no further whole tile.",
            f"n with before[{size}n..{size}n+{size - 1}] != after[...], complete in both -> {said}",
            f"After an undo my editor has to repaint some tiles. It knows the graphics before and after ({size} bytes a tile) and wants {said}. If one is longer, its surplus is not looked at, nor is a partial tile.",
        ),
    )


def symmetry_of_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    h, v = rng.choice(((1, 2), (2, 1), (0x40, 0x80)))
    body = cpp(
        """
        bool across = true, down = true;
        for (int i = 0; i < @size; ++i) {
          int mirrored = 0;
          for (int bit = 0; bit < 8; ++bit) mirrored |= (tile[i] >> bit & 1) << (7 - bit);
          if (mirrored != tile[i]) across = false;
          if (tile[i / 16 * 16 + 14 - i % 16 / 2 * 2 + i % 2] != tile[i]) down = false;
        }
        return (across ? @h : 0) | (down ? @v : 0);
        """,
        size=size,
        h=h,
        v=v,
    )

    def oracle(tile: list[int]) -> int:
        rows = _read(tile, bpp)
        return (h if all(row == row[::-1] for row in rows) else 0) + (v if rows == rows[::-1] else 0)

    def given(r: random.Random) -> list[object]:
        rows = _read(list(_some(r, size)), bpp)
        kind = r.choice((0, 1, 2, 3))
        if kind & 1:
            rows = [row[:4] + row[:4][::-1] for row in rows]
        if kind & 2:
            rows = rows[:4] + rows[:4][::-1]
        return [bytes(_write(rows, bpp))]

    return Made(
        f"int @f({BYTES} tile)",
        body,
        oracle,
        given,
        (
            f"Symmetry of a SNES {bpp}bpp tile: {h} if its left half mirrors the right, plus {v} if its top half mirrors the bottom; 0 for neither.",
            f"Write a function that tells under which flips an 8x8 tile looks the same: {h} for a horizontal flip, {v} for a vertical one, {h + v} for each of both, 0 for none. The tile has {size} bytes; {PAIRS}.",
            f"How do I find tiles whose flip bits don't matter? For one raw {bpp}bpp tile return {h} (left-right symmetric) | {v} (top-bottom symmetric).",
            f"{h} * (tile == hflip(tile)) + {v} * (tile == vflip(tile)), {bpp}bpp with interleaved plane pairs",
            f"My tile optimiser skips flipped copies of symmetric tiles. Tell it for a planar {bpp}bpp tile whether mirroring left to right changes nothing ({h}), and likewise upside down ({v}); add them.",
        ),
    )


def first_tile_beyond(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    limit = rng.choice((4, 8, 12)) if bpp == 4 else rng.choice((2, 3))
    what = rng.choice(("first", "all", "pixels"))
    scan = cpp(
        """
        int over = 0;
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            int color = 0;
            for (int p = 0; p < @bpp; ++p) color |= (sheet[at + @place] >> (7 - x) & 1) << p;
            if (color >= @limit) ++over;
          }
        """,
        bpp=bpp,
        place=PLACE,
        limit=limit,
    ).replace("\n", "\n  ")
    head, act, tail = {
        "first": ("", f"if (over) return at / {size};", "return -1;"),
        "all": ("std::vector<int> tiles;\n", f"if (over) tiles.push_back(at / {size});", "return tiles;"),
        "pixels": ("int total = 0;\n", "total += over;", "return total;"),
    }[what]
    body = f"{head}for (size_t at = 0; at + {size} <= sheet.size(); at += {size}) {{\n  {scan}\n  {act}\n}}\n{tail}"

    def oracle(sheet: list[int]) -> object:
        over = [sum(color >= limit for row in tile for color in row) for tile in _tiles(sheet, bpp)]
        tiles = [n for n, count in enumerate(over) if count]
        return {"first": (*tiles, -1)[0], "all": tiles, "pixels": sum(over)}[what]

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(0, 5)):
            rows = [[r.randrange(limit) for _ in range(8)] for _ in range(8)]
            if r.random() < 0.4:
                rows[r.randrange(8)][r.randrange(8)] = r.randrange(limit, 1 << bpp)
            out += bytes(_write(rows, bpp))
        return [out + bytes(r.choice((0, 0, 5)))]

    wanted = {
        "first": f"the number of the first tile that uses color {limit} or a higher one, -1 if none does",
        "all": f"the numbers of all tiles that use color {limit} or a higher one",
        "pixels": f"how many pixels have color {limit} or a higher one",
    }[what]
    return Made(
        f"{'std::vector<int>' if what == 'all' else 'int'} @f({BYTES} sheet)",
        body,
        oracle,
        given,
        (
            f"{bpp}bpp SNES sheet check: {wanted}.",
            f"Write a function that checks art for a palette of {limit} colors: it returns {wanted}. The sheet has {size}-byte tiles; {PAIRS}. A partial tile at the end is not looked at.",
            f"How do I find pixels outside of a reduced palette? In planar {bpp}bpp data (whole tiles only), return {wanted}.",
            f"over tiles of {size} bytes: {wanted} ({bpp} planes, interleaved pairs)",
            f"My status bar may use only colors 0 to {limit - 1}; the rest flashes. For a drawn {bpp}bpp sheet I want {wanted}. Tiles count from 0, leftover bytes are ignored.",
        ),
    )


def set_bits_of_planes(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 8))
    size = 8 * bpp
    used = rng.random() < 0.5
    if used:
        body = f"int used = 0;\nfor (size_t i = 0; i < tiles.size(); ++i)\n  if (tiles[i]) used |= 1 << (i % {size} / 16 * 2 + i % 2);\nreturn used;"
    else:
        body = f"std::vector<int> counts({bpp});\nfor (size_t i = 0; i < tiles.size(); ++i)\n  for (int b = tiles[i]; b; b >>= 1) counts[i % {size} / 16 * 2 + i % 2] += b & 1;\nreturn counts;"

    def oracle(tiles: list[int]) -> object:
        colors = [color for tile in _tiles(tiles, bpp) for row in tile for color in row]
        counts = [sum(color >> p & 1 for color in colors) for p in range(bpp)]
        return sum(1 << p for p, count in enumerate(counts) if count) if used else counts

    def given(r: random.Random) -> list[object]:
        mask = r.choice((1, 2, 3, (1 << bpp) - 1, r.randrange(1 << bpp)))
        rows = [[r.getrandbits(8) & mask if r.random() < 0.3 else 0 for _ in range(8)] for _ in range(8)]
        return [bytes(_write(rows, bpp)) + bytes(_write(rows[::-1], bpp)) * r.randrange(2)]

    wanted = (
        "a bit set of the planes that are not entirely 0 in all tiles together (bit p for plane p)"
        if used
        else f"how often each of the {bpp} color bits is 1, over all pixels of all tiles (bit 0 first)"
    )
    return Made(
        f"{'int' if used else 'std::vector<int>'} @f({BYTES} tiles)",
        body,
        oracle,
        given,
        (
            f"SNES {bpp}bpp data: return {wanted}.",
            f"Write a function that looks at the bit planes of a sheet and returns {wanted}. It has whole tiles of {size} bytes; {PAIRS}.",
            f"How do I see whether a lower depth would do for {bpp}bpp graphics? I need {wanted}. The data consist of whole {size}-byte tiles.",
            f"plane of byte i = (i mod {size}) / 16 * 2 + (i & 1); result: {wanted}",
            f"Some of my {bpp}bpp sheets were drawn with few colors and could be stored with fewer planes. To find them, compute {wanted}. SNES layout, no partial tiles.",
        ),
    )


def weave_plane_files(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    chunk = rng.choice((8, 8, 1, 16))
    if not back:
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at < std::min(a.size(), b.size()) / {chunk} * {chunk}; at += {chunk}) {{\n  for (int i = 0; i < {chunk}; ++i) out.push_back(a[at + i]);\n  for (int i = 0; i < {chunk}; ++i) out.push_back(b[at + i]);\n}}\nreturn out;"
        signature = f"std::vector<uint8_t> @f({BYTES} a, {BYTES} b)"
    else:
        body = f"std::vector<uint8_t> out;\nfor (int part = 0; part < 2; ++part)\n  for (size_t at = 0; at < data.size() / {2 * chunk} * {2 * chunk}; at += {2 * chunk})\n    for (int i = 0; i < {chunk}; ++i) out.push_back(data[at + part * {chunk} + i]);\nreturn out;"
        signature = f"std::vector<uint8_t> @f({BYTES} data)"

    def oracle(a: list[int], b: list[int] | None = None) -> list[int]:
        if b is None:
            whole = len(a) // (2 * chunk)
            blocks = [a[i * chunk : (i + 1) * chunk] for i in range(2 * whole)]
            return [byte for block in blocks[::2] + blocks[1::2] for byte in block]
        return [
            byte
            for i in range(min(len(a), len(b)) // chunk)
            for one in (a, b)
            for byte in one[i * chunk : i * chunk + chunk]
        ]

    unit = "byte" if chunk == 1 else f"{chunk} bytes"
    if back:
        asks = (
            f"Separate two chips' graphics: of each {2 * chunk} bytes the first {unit} belong to part one, the other {unit} to part two. Return part one followed by part two; an incomplete group at the end is dropped.",
            f"Write a function that undoes the interleaving of two plane files. `data` alternates: {unit} of the first, {unit} of the second and so on. The result is the whole first file, then the whole second one, made of complete groups of {2 * chunk} bytes only.",
            f"How do I unshuffle plane data that alternates every {unit}? Evens first, then odds; leftover below {2 * chunk} bytes: ignore.",
            f"out = all even blocks of {unit}, then all odd ones; floor(size / {2 * chunk}) of each",
            f"An arcade board spreads its tiles over two ROM chips and the dump comes as {unit} of one, {unit} of the other. Put the chips' contents one behind the other (rest that makes no pair of blocks: away).",
        )
    else:
        asks = (
            f"Interleave two plane files, {unit} from `a`, {unit} from `b`, as long as both have {'one' if chunk == 1 else 'a whole block'}.",
            f"Write a function that weaves two graphics ROMs together: the result has {unit} of `a`, then {unit} of `b`, then the next {unit} of `a` and so on. It ends when one of them cannot give a complete block of {unit} any more; for both files equally many blocks are used.",
            f"How do I merge separate plane dumps? Alternate every {unit}, `a` first; drop what has no counterpart or is incomplete.",
            f"out = a block 0, b block 0, a block 1, b block 1 ... (blocks of {unit}, min of both)",
            f"Two chips hold the planes of one tileset: `a` the lower one, `b` the upper one, {unit} at a time. My viewer wants them alternating in one buffer, cut to what both have in full blocks.",
        )
    return Made(
        signature,
        body,
        oracle,
        (lambda r: [r.randbytes(r.randrange(0, 5 * chunk + 8))])
        if back
        else (lambda r: [r.randbytes(r.randrange(0, 3 * chunk + 4)), r.randbytes(r.randrange(0, 3 * chunk + 4))]),
        asks,
    )


def erase_with_mask(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    color = rng.choice((0, 0, rng.randrange(1, 1 << bpp)))
    lines = [
        f"tile[{p // 2 * 16 + p % 2} + y * 2] {'|= mask[y]' if color >> p & 1 else '&= ~mask[y]'};".replace(
            "[0 + ", "["
        )
        for p in range(bpp)
    ]
    body = "for (int y = 0; y < 8; ++y) {\n" + "".join(f"  {line}\n" for line in lines) + "}"

    def oracle(tile: list[int], mask: list[int]) -> None:
        rows = _read(tile, bpp)
        tile[:] = _write(
            [
                [color if bit == "1" else old for old, bit in zip(row, f"{byte:08b}", strict=True)]
                for row, byte in zip(rows, mask, strict=True)
            ],
            bpp,
        )

    return Made(
        f"void @f({BUFFER} tile, {BYTES} mask)",
        body,
        oracle,
        lambda r: [r.randbytes(size), _some(r, 8)],
        (
            f"Stencil: wherever the 1bpp `mask` (8 bytes) has a 1, the SNES {bpp}bpp tile gets color {color}.",
            f"Write a function that {'erases (sets to color 0)' if not color else f'paints with color {color}'} all pixels of a planar tile at which an 8x8 mask is 1, in place. The mask has one byte a row, bit 7 on the left. In the tile ({size} bytes) {PAIRS}.",
            f"How do I cut a shape into {bpp}bpp graphics? mask[y] has the row's 8 pixels; 1 means: this pixel becomes color {color}. Others stay.",
            f"pixel(x, y) = {color} if mask[y] bit (7 - x), {bpp}bpp interleaved, in place",
            f"Dissolve effect: step by step more pixels of the tile turn to color {color}. A step is an 8-byte monochrome tile with 1 for each pixel concerned; apply it to the raw {bpp}bpp tile.",
        ),
    )


RECIPES = (
    scroll_tile,
    join_half_depths,
    remap_row_word,
    tiles_touch,
    select_colors_as_mask,
    glyph_with_shadow,
    densest_tile,
    tile_to_mode7,
    changed_tiles,
    symmetry_of_tile,
    first_tile_beyond,
    set_bits_of_planes,
    weave_plane_files,
    erase_with_mask,
)
