"""Tiles as the console stores them: single pixels, conversions between layouts and depths, masks, comparisons."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


class _Form:
    """A drawn layout of tiles with bit planes: where the byte of plane p and row y is, in C++, in words and in Python."""

    def __init__(self, rng: random.Random, depths: tuple[int, ...] = (2, 2, 3, 4, 4, 4, 8), named: str = "") -> None:
        self.bpp = rng.choice(depths)
        self.size = 8 * self.bpp
        self.named = named or rng.choice(("pairs", "pairs", "pairs", "planes", "rows"))
        bpp = self.bpp
        if self.named == "planes":
            self.place = "p * 8 + y"
            self.said = f"a tile has {self.size} bytes, 8 bytes (rows 0 to 7) for plane 0, then 8 for plane 1 and so on up to plane {bpp - 1}"
        elif self.named == "rows":
            self.place = f"y * {bpp} + p"
            self.said = f"a tile has {self.size} bytes, {bpp} bytes for each row from the top, and those are the row's planes 0 to {bpp - 1} in order"
        elif bpp == 3:
            self.place = "(p < 2 ? y * 2 + p : 16 + y)"
            self.said = "a tile has 24 bytes (SNES 3bpp): bytes 0-15 hold planes 0 and 1, two bytes a row (plane 0 first), and bytes 16-23 hold plane 2, one byte a row"
        elif bpp == 2:
            self.place = "y * 2 + p"
            self.said = "a tile has 16 bytes (SNES 2bpp): two bytes a row from the top, plane 0 and then plane 1"
        else:
            self.place = "p / 2 * 16 + y * 2 + p % 2"
            self.said = f"a tile has {self.size} bytes (SNES {bpp}bpp): each block of 16 bytes holds two planes (0 and 1, then 2 and 3{', and so on' if bpp == 8 else ''}), and in it each row has two bytes, the lower plane's first"
        self.bits = "bit 7 of a byte is the leftmost pixel, and plane p gives bit p of the color"
        self.formula = f"color bit p of pixel (x, y) = bit (7 - x) of tile[{self.place}], p = 0..{bpp - 1}, {self.size} bytes a tile"

    def read(self, tile: list[int]) -> list[list[int]]:
        """The colors, row by row."""
        bpp = self.bpp
        if self.named == "planes":
            planes = [tile[8 * p : 8 * p + 8] for p in range(bpp)]
        elif self.named == "rows":
            planes = [tile[p::bpp] for p in range(bpp)]
        else:
            planes = []
            for start in range(0, 16 * (bpp // 2), 16):
                block = tile[start : start + 16]
                planes += [block[::2], block[1::2]]
            planes += [tile[16:24]] if bpp == 3 else []
        rows = []
        for y in range(8):
            texts = [f"{plane[y]:08b}" for plane in planes]
            rows.append([int("".join(column[::-1]), 2) for column in zip(*texts, strict=True)])
        return rows

    def write(self, rows: list[list[int]]) -> list[int]:
        """The bytes of a tile of these colors."""
        planes = [[int("".join(str(color >> p & 1) for color in row), 2) for row in rows] for p in range(self.bpp)]
        if self.named == "planes":
            return [byte for plane in planes for byte in plane]
        if self.named == "rows":
            return [byte for row in zip(*planes, strict=True) for byte in row]
        out = []
        for low, high in zip(planes[::2], planes[1::2], strict=False):
            out += [byte for row in zip(low, high, strict=True) for byte in row]
        return out + (planes[2] if self.bpp == 3 else [])


def _tile(r: random.Random, size: int) -> bytes:
    kind = r.choice(("any", "any", "few", "zero"))
    if kind == "any":
        return r.randbytes(size)
    if kind == "zero":
        return bytes(size)
    out = bytearray(size)
    for _ in range(3):
        out[r.randrange(size)] = r.choice((0x80, 1, 0xFF, r.randrange(256)))
    return bytes(out)


def _tiles(r: random.Random, size: int, most: int = 4) -> bytes:
    return b"".join(_tile(r, size) for _ in range(r.randrange(1, most + 1)))


def color_of_pixel(rng: random.Random) -> Made:
    form = _Form(rng)
    body = cpp(
        """
        int color = 0;
        for (int p = 0; p < @bpp; ++p)
          color |= (data[number * @size + @place] >> (7 - x) & 1) << p;
        return color;
        """,
        bpp=form.bpp,
        size=form.size,
        place=form.place,
    )

    def oracle(data: list[int], number: int, x: int, y: int) -> int:
        return form.read(data[form.size * number :][: form.size])[y][x]

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 4)
        return [r.randbytes(form.size * count), r.randrange(count), r.randrange(8), r.randrange(8)]

    return Made(
        f"int @f({BYTES} data, int number, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the color of the pixel in column x, row y of tile `number`. The tiles are 8x8 and follow each other from offset 0; {form.said}; {form.bits}.",
            f"How do I pick one pixel out of {form.bpp}bpp tile data? Tile `number` starts at number * {form.size}; {form.said}. {form.bits.capitalize()}. x counts from the left, y from the top.",
            f"color(number, x, y): {form.formula}; tile = data + {form.size} * number",
            f"The eyedropper of my tile editor works on the raw bytes: {form.said}. It must tell the color index at (x, y) of the tile with the given number; {form.bits}.",
            f"Raw graphics, tiles of {form.size} bytes one behind the other. Get the {form.bpp}-bit color of (x, y) in one of them, all arguments in range. Layout: {form.formula}.",
        ),
    )


def plot_pixel(rng: random.Random) -> Made:
    form = _Form(rng)
    top = (1 << form.bpp) - 1
    body = cpp(
        """
        for (int p = 0; p < @bpp; ++p) {
          uint8_t& byte = data[number * @size + @place];
          uint8_t mask = 0x80 >> x;
          if (color >> p & 1)
            byte |= mask;
          else
            byte &= ~mask;
        }
        """,
        bpp=form.bpp,
        size=form.size,
        place=form.place,
    )

    def oracle(data: list[int], number: int, x: int, y: int, color: int) -> None:
        at = form.size * number
        rows = form.read(data[at : at + form.size])
        rows[y][x] = color
        data[at : at + form.size] = form.write(rows)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 3)
        return [
            _tiles(r, form.size, 1) * count,
            r.randrange(count),
            r.randrange(8),
            r.randrange(8),
            r.choice((0, top, r.randrange(top + 1))),
        ]

    return Made(
        f"void @f({BUFFER} data, int number, int x, int y, int color)",
        body,
        oracle,
        given,
        (
            f"Write a function that draws one pixel into raw tile data: column x, row y of tile `number` gets the color (0 to {top}), nothing else changes. For the format: {form.said}; {form.bits}.",
            f"How do I set a single pixel in {form.bpp}bpp graphics without decoding the tile? Tile `number` begins at {form.size} * number; {form.said}. {form.bits.capitalize()}. All arguments are valid.",
            f"plot(number, x, y, color): {form.formula}; set or clear just these {form.bpp} bits",
            f"My pencil tool paints straight into the console's format: {form.said}. Put `color` at (x, y) of tile `number` (counted from 0, tiles lie one after the other); {form.bits}.",
            f"In-place pixel write, 8x8 tiles of {form.bpp} bits a pixel. Every one of the {form.bpp} planes gets its bit of the color, 1 or 0. {form.formula}.",
        ),
    )


def change_layout(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4, 8))
    first, second = rng.sample(("pairs", "planes", "rows"), 2)
    if bpp == 2 and {first, second} == {"pairs", "rows"}:
        first = "planes"
    old, new = _Form(rng, (bpp,), first), _Form(rng, (bpp,), second)
    body = cpp(
        """
        std::vector<uint8_t> out(data.size());
        for (size_t at = 0; at < data.size(); at += @size)
          for (int p = 0; p < @bpp; ++p)
            for (int y = 0; y < 8; ++y) out[at + @to] = data[at + @come];
        return out;
        """,
        size=old.size,
        bpp=bpp,
        to=new.place,
        come=old.place,
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        for at in range(0, len(data), old.size):
            out += new.write(old.read(data[at : at + old.size]))
        return out

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_tiles(r, old.size, 3)],
        (
            f"Write a function that rearranges tile graphics. At present {old.said}. In the result {new.said}. The pictures stay the same and the data are whole tiles.",
            f"How do I convert {bpp}bpp tiles from one plane order to another? Source: {old.said}. Target: {new.said}. There may be several tiles.",
            f"out[{new.place}] = in[{old.place}] for each tile of {old.size} bytes, planes p = 0..{bpp - 1}, rows y = 0..7",
            f"An old graphics tool saves its tiles in an order of its own ({old.said}). I need them for the ROM, where {new.said}. Bytes only change their places.",
            f"Reorder bytes tile by tile ({old.size} bytes each, {bpp} planes of 8 rows): plane p, row y moves from offset {old.place} to offset {new.place} of the same tile (integer division).",
        ),
    )


def change_depth(rng: random.Random) -> Made:
    old_bpp, new_bpp = rng.choice(((2, 4), (3, 4), (4, 2), (4, 3), (2, 3), (3, 2), (4, 8), (8, 4)))
    old, new = _Form(rng, (old_bpp,), "pairs"), _Form(rng, (new_bpp,), "pairs")
    both = min(old_bpp, new_bpp)
    if {old_bpp, new_bpp} == {3, 4}:
        wide, come, to = (
            (True, "data[at + 16 + y]", "out.push_back(0);") if new_bpp == 4 else (False, "data[at + 16 + y * 2]", "")
        )
        inner = f"out.push_back({come});" if not wide else f"out.push_back({come});\n    {to}"
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + {old.size} <= data.size(); at += {old.size}) {{\n  out.insert(out.end(), data.begin() + at, data.begin() + at + 16);\n  for (int y = 0; y < 8; ++y) {{\n    {inner}\n  }}\n}}\nreturn out;"
    else:
        least = min(old.size, new.size)
        more = f"\n  out.resize(out.size() + {new.size - least});" if new.size > least else ""
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + {old.size} <= data.size(); at += {old.size}) {{\n  out.insert(out.end(), data.begin() + at, data.begin() + at + {least});{more}\n}}\nreturn out;"

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        for number in range(len(data) // old.size):
            rows = old.read(data[old.size * number :][: old.size])
            out += new.write([[color % (1 << both) for color in row] for row in rows])
        return out

    rule = (
        f"the new planes {'are' if new_bpp - old_bpp > 1 else 'is'} all 0"
        if new_bpp > old_bpp
        else f"planes above {new_bpp - 1} are dropped, so a color keeps its lower {new_bpp} bits"
    )
    rule = rule.replace("the new planes is", "the new plane is")
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_tiles(r, old.size, 3) + bytes(r.choice((0, 0, 5)))],
        (
            f"Write a function that converts SNES tiles from {old_bpp}bpp to {new_bpp}bpp; {rule}. In the source {old.said}; in the result {new.said}. An incomplete tile at the end is ignored.",
            f"How do I turn {old_bpp}bpp graphics into {new_bpp}bpp graphics? Before: {old.said}. After: {new.said}. {rule[0].upper() + rule[1:]}; bytes that make no whole tile are left out.",
            f"{old_bpp}bpp -> {new_bpp}bpp, {old.size} -> {new.size} bytes a tile ({new.said.partition(': ')[2]}; source: {old.said.partition(': ')[2]}); {rule}; partial tile dropped",
            f"The graphics block of my game has {old_bpp} bits a pixel, but VRAM wants {new_bpp}: {rule}. Source format: {old.said}. Target format: {new.said}. Whole tiles only.",
            f"Depth conversion of planar data from {old_bpp} to {new_bpp} planes ({rule}). A source tile: {old.said[7:]}. A target tile: {new.said[7:]}. Trailing bytes that do not fill a source tile don't matter.",
        ),
    )


def packed_to_planar(rng: random.Random) -> Made:
    form = _Form(rng, (2, 4, 4, 8))
    bpp, size = form.bpp, form.size
    low = rng.random() < 0.5
    per = 8 // bpp
    shift = "0" if bpp == 8 else f"x % {per} * {bpp}" if low else f"({per - 1} - x % {per}) * {bpp}"
    pixel = f"data[at + y * {bpp} + x / {per}] >> ({shift})" if bpp < 8 else "data[at + y * 8 + x]"
    body = cpp(
        """
        std::vector<uint8_t> out(data.size());
        for (size_t at = 0; at < data.size(); at += @size)
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = @pixel;
              for (int p = 0; p < @bpp; ++p)
                if (color >> p & 1) out[at + @place] |= 0x80 >> x;
            }
        return out;
        """,
        size=size,
        pixel=pixel,
        bpp=bpp,
        place=form.place,
    )

    def oracle(data: list[int]) -> list[int]:
        colors: list[int] = []
        for byte in data:
            parts = [byte // (1 << bpp * i) % (1 << bpp) for i in range(per)]
            colors += parts if low else parts[::-1]
        out: list[int] = []
        for at in range(0, len(colors), 64):
            out += form.write([colors[at + i : at + i + 8] for i in range(0, 64, 8)])
        return out

    which = (
        "one byte a pixel, 64 bytes a tile, row by row"
        if bpp == 8
        else f"{per} pixels a byte, row by row from the top left, the left pixel of a byte in its {'lowest' if low else 'highest'} {bpp} bits, {size} bytes a tile"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_tiles(r, size, 2)],
        (
            f"Write a function that converts linear 8x8 tiles into planar ones. Linear: {which}. Planar: {form.said}; {form.bits}. There is at least one tile and all are complete.",
            f"How do I bring chunky {bpp}bpp tiles (from another console: {which}) into bitplanes? In the result {form.said}, and {form.bits}.",
            f"linear {bpp}bpp ({which}) -> planar: {form.formula}",
            f"I import tiles from a handheld game. They are stored linearly, {which}; my SNES tile viewer wants planes: {form.said}. {form.bits.capitalize()}.",
            f"Convert whole tiles, {size} bytes in, {size} bytes out. Input pixels: {which}. Output: {form.formula}.",
        ),
    )


def planar_to_packed(rng: random.Random) -> Made:
    form = _Form(rng, (2, 4, 4))
    bpp, size = form.bpp, form.size
    low = rng.random() < 0.5
    per = 8 // bpp
    shift = f"x % {per} * {bpp}" if low else f"({per - 1} - x % {per}) * {bpp}"
    body = cpp(
        """
        std::vector<uint8_t> out(data.size());
        for (size_t at = 0; at < data.size(); at += @size)
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = 0;
              for (int p = 0; p < @bpp; ++p) color |= (data[at + @place] >> (7 - x) & 1) << p;
              out[at + y * @bpp + x / @per] |= color << (@shift);
            }
        return out;
        """,
        size=size,
        bpp=bpp,
        per=per,
        place=form.place,
        shift=shift,
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        for at in range(0, len(data), size):
            colors = [color for row in form.read(data[at : at + size]) for color in row]
            for i in range(0, 64, per):
                group = colors[i : i + per]
                out.append(sum(c << bpp * k for k, c in enumerate(group if low else group[::-1])))
        return out

    which = f"{per} pixels in a byte, the left one in the {'lower' if low else 'upper'} bits, rows from top to bottom, {size} bytes a tile"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_tiles(r, size, 2)],
        (
            f"Write a function that turns planar tiles into packed pixels. Source: {form.said}; {form.bits}. Result: {which}.",
            f"How do I export bitplane tiles as chunky {bpp}bpp data? In the source {form.said}. {form.bits.capitalize()}. I want {which}. Only whole tiles come.",
            f"planar ({form.formula}) -> packed: {which}",
            f"Another console wants {which}, and my sheet is planar: {form.said}, where {form.bits}. Convert all tiles.",
            f"De-plane {bpp}bpp tiles of {size} bytes. Read: {form.formula}. Write: {which}.",
        ),
    )


def opaque_mask(rng: random.Random) -> Made:
    form = _Form(rng)
    inverse = rng.random() < 0.4
    body = cpp(
        """
        std::vector<uint8_t> mask;
        for (size_t at = 0; at + @size <= data.size(); at += @size)
          for (int y = 0; y < 8; ++y) {
            uint8_t row = 0;
            for (int p = 0; p < @bpp; ++p) row |= data[at + @place];
            mask.push_back(@row);
          }
        return mask;
        """,
        size=form.size,
        bpp=form.bpp,
        place=form.place,
        row="~row & 0xFF" if inverse else "row",
    )

    def oracle(data: list[int]) -> list[int]:
        out = []
        for number in range(len(data) // form.size):
            for row in form.read(data[form.size * number :][: form.size]):
                out.append(int("".join(str(int((color == 0) == inverse)) for color in row), 2))
        return out

    one, zero = ("transparent (color 0)", "drawn") if inverse else ("drawn (color not 0)", "transparent")
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_tiles(r, form.size, 3) + bytes(r.choice((0, 0, 3)))],
        (
            f"Write a function that makes a 1bpp mask of planar tiles: 8 bytes a tile, one a row from the top, bit 7 for the leftmost pixel, 1 where the pixel is {one} and 0 where it is {zero}. Source: {form.said}; {form.bits}. Ignore an incomplete tile at the end.",
            f"How do I get the silhouette of {form.bpp}bpp tiles as one bit a pixel? A set bit means {one}. {form.said[0].upper() + form.said[1:]}. {form.bits.capitalize()}; the mask has the same order of bits, 8 bytes for each whole tile.",
            f"mask row y = {'NOT ' if inverse else ''}OR over p of tile[{form.place}], p < {form.bpp}; {form.size} bytes a tile -> 8 bytes, partial tile dropped",
            f"For collision I want each tile as 8 bytes: bit 1 = {one}, bit 0 = {zero}, leftmost pixel highest. In the graphics {form.said}; {form.bits}. A cut-off last tile does not count.",
            f"Build masks from planar graphics. {form.formula}. Result: a byte a row, bit (7 - x) is 1 if pixel x is {one}; whole tiles only.",
        ),
    )


def rotate_tile_sideways(rng: random.Random) -> Made:
    planes = rng.choice((1, 2, 4))
    left = rng.random() < 0.5
    wrap = rng.random() < 0.6
    move = {
        (True, True): "byte << count | byte >> (8 - count)",
        (False, True): "byte >> count | byte << (8 - count)",
        (True, False): "byte << count",
        (False, False): "byte >> count",
    }[left, wrap]
    body = f"for (uint8_t& byte : tile) byte = ({move}) & 0xFF;"

    def oracle(tile: list[int], count: int) -> None:
        for i, byte in enumerate(tile):
            text = f"{byte:08b}"
            if left:
                text = text[count:] + (text[:count] if wrap else "0" * count)
            else:
                text = (text[8 - count :] if wrap else "0" * count) + text[: 8 - count]
            tile[i] = int(text, 2)

    way, edge = ("left", "left") if left else ("right", "right")
    other = "right" if left else "left"
    lost = (
        f"pixels pushed out at the {edge} come back at the {other}"
        if wrap
        else f"pixels pushed out are lost and color 0 comes in at the {other}"
    )
    return Made(
        f"void @f({BUFFER} tile, int count)",
        body,
        oracle,
        lambda r: [r.randbytes(8 * planes), r.choice((0, 1, 7, r.randrange(8)))],
        (
            f"Write a function that scrolls the picture of a planar {planes}bpp tile `count` pixels (0 to 7) to the {way}; {lost}. Each byte is one row of one plane, bit 7 its leftmost pixel.",
            f"How do I shift a {planes}bpp tile sideways in its raw bytes? By `count` pixels to the {way}, 0 <= count <= 7; {lost}. A byte holds one plane of a row with the left pixel in bit 7.",
            f"each byte {'rotated' if wrap else 'shifted'} {way} by count (0..7), {8 * planes} bytes in place",
            f"Water in my game flows: the tile moves {way} by `count` pixels (less than 8) and {lost}. I have its {8 * planes} bytes in bit planes (one byte a row and plane, highest bit leftmost) and change them directly.",
            f"Animate a tile to the {way}. Plane bytes, MSB = leftmost; {lost}. count is 0-7, and 0 changes nothing.",
        ),
    )


def empty_tiles(rng: random.Random) -> Made:
    bpp = rng.choice((2, 3, 4, 8))
    size = 8 * bpp
    what = rng.choice(("list", "first", "count", "last used"))
    test = f"std::all_of(data.begin() + at, data.begin() + at + {size}, [](uint8_t byte) {{ return byte == 0; }})"
    head = f"for (size_t at = 0; at + {size} <= data.size(); at += {size})"
    body = {
        "list": f"std::vector<uint16_t> empty;\n{head}\n  if ({test}) empty.push_back(at / {size});\nreturn empty;",
        "first": f"{head}\n  if ({test}) return at / {size};\nreturn -1;",
        "count": f"int count = 0;\n{head}\n  if ({test}) ++count;\nreturn count;",
        "last used": f"int last = -1;\n{head}\n  if (!{test}) last = at / {size};\nreturn last;",
    }[what]

    def oracle(data: list[int]) -> object:
        tiles = [not any(data[i * size : (i + 1) * size]) for i in range(len(data) // size)]
        empty = [i for i, one in enumerate(tiles) if one]
        used = [i for i, one in enumerate(tiles) if not one]
        return {
            "list": empty,
            "first": empty[0] if empty else -1,
            "count": len(empty),
            "last used": used[-1] if used else -1,
        }[what]

    wanted = {
        "list": "the numbers of all empty tiles, ascending",
        "first": "the number of the first empty tile, -1 if there is none",
        "count": "how many tiles are empty",
        "last used": "the number of the last tile that is not empty, -1 if all are",
    }[what]
    return Made(
        f"{'std::vector<uint16_t>' if what == 'list' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        lambda r: [
            b"".join(
                r.choice((bytes(size), bytes(size), bytes(size - 1) + b"\1", r.randbytes(size)))
                for _ in range(r.randrange(0, 6))
            )
            + bytes(r.choice((0, 0, size - 1)))
        ],
        (
            f"Write a function that returns {wanted}. The graphics are {bpp}bpp tiles of {size} bytes, numbered from 0; a tile is empty if all its bytes are 0. A partial tile at the end does not count as a tile.",
            f"How do I find free tiles in a {bpp}bpp sheet? A tile ({size} bytes) with nothing but zero bytes is free. I want {wanted}; leftover bytes behind the last whole tile are ignored.",
            f"empty(n): data[{size}n .. {size}n + {size - 1}] all 0, complete tiles only; result: {wanted}",
            f"VRAM is full, so my editor looks for blank tiles: {size} zero bytes, aligned to {size}. Tell me {wanted}. If the size of the data is no multiple of {size}, forget the rest.",
            f"Blank {bpp}bpp tiles ({bpp} planes, 8x8, {size} bytes, completely 00). Needed: {wanted}.",
        ),
    )


def colors_in_tile(rng: random.Random) -> Made:
    form = _Form(rng)
    what = rng.choice(("mask", "highest", "count"))
    if form.bpp == 8 and what == "mask":
        what = "highest"
    step = {
        "mask": "seen |= 1u << color;",
        "highest": "seen = std::max(seen, color);",
        "count": "if (color == wanted) ++seen;",
    }[what]
    kind = "uint32_t" if what == "mask" else "int"
    body = cpp(
        """
        @kind seen = 0;
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            int color = 0;
            for (int p = 0; p < @bpp; ++p) color |= (tile[@place] >> (7 - x) & 1) << p;
            @step
          }
        return seen;
        """,
        kind=kind,
        bpp=form.bpp,
        place=form.place,
        step=step,
    )

    def oracle(tile: list[int], wanted: int = 0) -> int:
        colors = [color for row in form.read(tile) for color in row]
        return {
            "mask": sum(1 << color for color in set(colors)),
            "highest": max(colors),
            "count": colors.count(wanted),
        }[what]

    more = ", int wanted" if what == "count" else ""
    result = {
        "mask": "a number whose bit c is 1 if color c occurs in it",
        "highest": "the highest color number that occurs in it",
        "count": "how many of its pixels have the color `wanted`",
    }[what]

    def given(r: random.Random) -> list[object]:
        tile = _tile(r, form.size)
        extra = [r.choice((0, 0, 1, r.randrange(1 << form.bpp)))] if more else []
        return [tile, *extra]

    return Made(
        f"{kind} @f({BYTES} tile{more})",
        body,
        oracle,
        given,
        (
            f"Write a function that looks at one planar tile and returns {result}. The format: {form.said}; {form.bits}.",
            f"How do I analyse a raw {form.bpp}bpp tile? I need {result}. {form.said[0].upper() + form.said[1:]}, and {form.bits}.",
            f"{form.formula}; over all 64 pixels: {result}",
            f"Before I assign a palette I must know about a tile: {result}. It comes as the console has it ({form.said}); {form.bits}.",
            f"Tile statistics from bit planes, one 8x8 tile of {form.size} bytes. Result: {result}. {form.formula}.",
        ),
    )


def gather_big_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    wide = rng.choice((16, 16, 32))
    side = rng.choice((2, 2, 3, 4))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (int row = 0; row < @side; ++row) {
          auto from = sheet.begin() + (number + row * @wide) * @size;
          out.insert(out.end(), from, from + @total);
        }
        return out;
        """,
        side=side,
        wide=wide,
        size=size,
        total=side * size,
    )

    def oracle(sheet: list[int], number: int) -> list[int]:
        tiles = [sheet[i : i + size] for i in range(0, len(sheet), size)]
        picked = [number + wide * y + x for y in range(side) for x in range(side)]
        return [byte for n in picked for byte in tiles[n]]

    numbers = ", ".join(f"n+{wide * y + x}" if x or y else "n" for y in range(side) for x in range(side))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} sheet, int number)",
        body,
        oracle,
        lambda r: [r.randbytes(size * (wide * (side - 1) + side + 2)), r.randrange(3)],
        (
            f"Write a function that collects the tiles of a {8 * side}x{8 * side} sprite. In the sheet ({bpp}bpp, {size} bytes a tile) a row has {wide} tiles, and the sprite's upper left tile is `number`; the others are to the right of and below it. Return the bytes of the {side * side} tiles, row by row from the top left.",
            f"How do I get a {8 * side}x{8 * side} sprite out of VRAM data? It consists of the tiles {numbers} (n = `number`), {size} bytes each; concatenate them in this order.",
            f"tiles {numbers}, {size} bytes each, in this order",
            f"OBJ graphics of {8 * side}x{8 * side} pixels are {side} rows of {side} tiles with {wide} tiles from row to row in memory. Cut them out of `sheet` ({bpp}bpp, {size}-byte tiles) for tile number `number` and put them one behind the other, top row first.",
            f"Gather {side}x{side} tiles of {size} bytes: row r starts at byte ({'number'} + {wide} * r) * {size} of the sheet and gives {side * size} bytes. They all exist.",
        ),
    )


def tile_as_letters(rng: random.Random) -> Made:
    form = _Form(rng, (2, 2, 4, 4, 3))
    signs = {
        2: rng.choice((".-+#", " .oO", "0123")),
        3: "01234567",
        4: rng.choice(("0123456789ABCDEF", ".123456789ABCDEF")),
    }
    shown = signs[form.bpp]
    body = cpp(
        """
        std::string text;
        for (int y = 0; y < 8; ++y) {
          for (int x = 0; x < 8; ++x) {
            int color = 0;
            for (int p = 0; p < @bpp; ++p) color |= (tile[@place] >> (7 - x) & 1) << p;
            text += "@shown"[color];
          }
          text += '\\n';
        }
        return text;
        """,
        bpp=form.bpp,
        place=form.place,
        shown=shown,
    )

    def oracle(tile: list[int]) -> str:
        return "".join("".join(shown[color] for color in row) + "\n" for row in form.read(tile))

    signs_said = f'the string "{shown}" holds the sign of color 0, 1, 2 and so on'
    return Made(
        f"std::string @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [_tile(r, form.size)],
        (
            f"Write a function that prints a tile as text, eight lines of eight signs, each line ended by a newline; {signs_said}. In the bytes {form.said}; {form.bits}.",
            f"How do I dump a {form.bpp}bpp tile as ASCII art? Top row first, left pixel first, \\n after every row (the last one too); {signs_said}. {form.said[0].upper() + form.said[1:]}. {form.bits.capitalize()}.",
            f'text: 8 rows of 8 characters + newline, character = "{shown}"[color]; {form.formula}',
            f"My command line tool shows tiles in the terminal: {signs_said}, a line break behind each of the 8 rows. The tile is raw: {form.said}, and {form.bits}.",
            f"Render one planar tile to a string ({signs_said}; newline after each row). {form.formula}.",
        ),
    )


def same_but_flipped(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    body = cpp(
        """
        bool same[4] = {true, true, true, true};
        for (int block = 0; block < @size; block += 16)
          for (int i = 0; i < 16; ++i) {
            uint8_t mirrored = 0;
            for (int bit = 0; bit < 8; ++bit)
              if (b[block + i] >> bit & 1) mirrored |= 0x80 >> bit;
            int turned = block + (14 - i / 2 * 2) + i % 2;
            if (a[block + i] != b[block + i]) same[0] = false;
            if (a[block + i] != mirrored) same[1] = false;
            if (a[turned] != b[block + i]) same[2] = false;
            if (a[turned] != mirrored) same[3] = false;
          }
        for (int flip = 0; flip < 4; ++flip)
          if (same[flip]) return flip;
        return -1;
        """,
        size=size,
    )
    form = _Form(rng, (bpp,), "pairs")

    def oracle(a: list[int], b: list[int]) -> int:
        first, second = form.read(a), form.read(b)
        across = [row[::-1] for row in second]
        ways = [second, across, second[::-1], across[::-1]]
        return ways.index(first) if first in ways else -1

    def given(r: random.Random) -> list[object]:
        tile = _tile(r, size)
        rows = form.read(list(tile))
        across = [row[::-1] for row in rows]
        other = r.choice((rows, across, rows[::-1], across[::-1]))
        made = form.write(other)
        if r.random() < 0.25:
            made[r.randrange(size)] ^= 1 << r.randrange(8)
        return [tile, made]

    codes = "0 if they are equal, 1 if b must be mirrored left to right, 2 if b must be turned upside down, 3 if both, -1 if nothing makes them equal"
    return Made(
        f"int @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds out how tile b must be flipped to look like tile a: {codes}. The smallest such number counts. Both are {bpp}bpp tiles: {form.said}; bit 7 is the leftmost pixel.",
            f"How do I detect that a tile is a flipped copy of another one? Result: {codes} (the lowest if several fit). {form.said[0].upper() + form.said[1:]}, leftmost pixel in bit 7.",
            f"flip(a, b) in {{0: none, 1: H, 2: V, 3: H and V}}, the smallest f with f applied to b == a, else -1; {form.formula}",
            f"My tileset optimiser merges tiles that differ only by a flip. For two raw {bpp}bpp tiles ({form.said}; the highest bit is the left pixel) it needs {codes}. Take the lowest number that works.",
            f"Compare two {size}-byte SNES tiles under the four flips of a tilemap word (bit 0 of the result: horizontal, bit 1: vertical); first match in the order 0, 1, 2, 3, or -1. {form.formula}.",
        ),
    )


def font_to_2bpp(rng: random.Random) -> Made:
    ink, paper = rng.sample(range(4), 2)
    parts = []
    for plane in (0, 1):
        a, b = ink >> plane & 1, paper >> plane & 1
        parts.append("0xFF" if a and b else "row" if a else "~row & 0xFF" if b else "0")
    body = f"std::vector<uint8_t> out;\nfor (uint8_t row : font) {{\n  out.push_back({parts[0]});\n  out.push_back({parts[1]});\n}}\nreturn out;"
    if "row" not in "".join(parts):
        body = body.replace("uint8_t row", "[[maybe_unused]] uint8_t row")
    form = _Form(rng, (2,), "pairs")

    def oracle(font: list[int]) -> list[int]:
        out: list[int] = []
        for at in range(0, len(font), 8):
            rows = [[ink if sign == "1" else paper for sign in f"{byte:08b}"] for byte in font[at : at + 8]]
            out += form.write(rows)
        return out

    return Made(
        f"std::vector<uint8_t> @f({BYTES} font)",
        body,
        oracle,
        lambda r: [_tiles(r, 8, 3)],
        (
            f"Write a function that turns a 1bpp font (8 bytes a letter, a byte a row) into SNES 2bpp tiles: pixels that are 1 get color {ink}, the others color {paper}. In 2bpp each row has two bytes, plane 0 (bit 0 of the color) and plane 1 (bit 1).",
            f"How do I colour a monochrome font for a 2bpp layer? Set pixels: color {ink}; clear pixels: color {paper}. Two bytes a row, low plane first, same order of pixels.",
            f"per byte: color = bit ? {ink} : {paper}; write plane 0 byte, then plane 1 byte",
            f"The font of my hack has one bit a pixel; the text layer wants 2bpp with ink {ink} and paper {paper}. Every row byte becomes two bytes: bit 0 of its pixels' colors, then bit 1.",
            f"Expand 8x8 glyphs from one plane to two interleaved planes, 1 -> color {ink}, 0 -> color {paper}. 16 bytes a glyph, row by row.",
        ),
    )


def tint_tiles(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4))
    size = 8 * bpp
    way = rng.choice(("swap", "invert", "clear", "fill"))
    a, b = sorted(rng.sample(range(bpp), 2))
    form = _Form(rng, (bpp,), "pairs")

    def at(p: int) -> str:
        fixed = p // 2 * 16 + p % 2
        return f"tiles[at + {fixed} + y * 2]" if fixed else "tiles[at + y * 2]"

    step = {
        "swap": f"std::swap({at(a)}, {at(b)});",
        "invert": f"{at(a)} ^= 0xFF;",
        "clear": f"{at(a)} = 0;",
        "fill": " | ".join(at(p) for p in range(bpp) if p != a) + ";",
    }[way]
    if way == "fill":
        step = f"{at(a)} |= {step}"
    body = f"for (size_t at = 0; at < tiles.size(); at += {size})\n  for (int y = 0; y < 8; ++y) {step}"

    def oracle(tiles: list[int]) -> None:
        def changed(color: int) -> int:
            low, high = color >> a & 1, color >> b & 1
            if way == "swap":
                return color - (low << a) - (high << b) + (high << a) + (low << b)
            if way == "invert":
                return color ^ 1 << a
            if way == "clear":
                return color & ~(1 << a)
            return color | 1 << a if color else 0

        for start in range(0, len(tiles), size):
            rows = form.read(tiles[start : start + size])
            tiles[start : start + size] = form.write([[changed(color) for color in row] for row in rows])

    what = {
        "swap": f"swaps bits {a} and {b} of every pixel's color",
        "invert": f"inverts bit {a} of every pixel's color",
        "clear": f"clears bit {a} of every pixel's color",
        "fill": f"sets bit {a} of the color of every pixel that is not 0 (color 0 stays 0)",
    }[way]
    return Made(
        f"void @f({BUFFER} tiles)",
        body,
        oracle,
        lambda r: [_tiles(r, size, 2)],
        (
            f"Write a function that {what} in planar tiles, in place. For each tile, {form.said}; {form.bits}. Only whole tiles come.",
            f"How do I recolor raw {bpp}bpp graphics so that the function {what}? It works on the planes: {form.said}. Plane p is bit p of a color.",
            f"in place, tiles of {size} bytes: the function {what}; {form.formula}",
            f"A second palette half for my sprites: a routine that {what}, directly in the tile bytes. {form.said[0].upper() + form.said[1:]}, and {form.bits}.",
            f"Plane trick on {bpp}bpp tiles: it {what}. {form.formula}. Change the vector itself.",
        ),
    )


RECIPES = (
    color_of_pixel,
    plot_pixel,
    change_layout,
    change_depth,
    packed_to_planar,
    planar_to_packed,
    opaque_mask,
    rotate_tile_sideways,
    empty_tiles,
    colors_in_tile,
    gather_big_tile,
    tile_as_letters,
    same_but_flipped,
    font_to_2bpp,
    tint_tiles,
)
