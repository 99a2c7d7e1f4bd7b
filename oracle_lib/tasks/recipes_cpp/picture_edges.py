"""Outlines, neighbours and borders: pixels shifted across tile borders, silhouettes grown and eaten, holes, specks, seams."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes
from oracle_lib.tasks.kit.pictures import (
    FORMATS,
    PLACES,
    in_line,
    in_rows,
    some_pixels,
    some_tile,
    tile_bytes,
    tile_rows,
    tiles_of,
)

SUBJECT = "tile graphics"
VECTOR = "std::vector<uint8_t>"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _picture(r: random.Random, colors: int = 4, clear: float = 0.5) -> list[object]:
    width, height = r.randrange(1, 8), r.randrange(1, 7)
    return [some_pixels(r, width * height, colors, clear), width]


def _around(rows: list[list[int]], x: int, y: int, diagonal: bool) -> list[int]:
    """The neighbours inside the picture."""
    near = [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    if diagonal:
        near += [(x + 1, y + 1), (x - 1, y + 1), (x + 1, y - 1), (x - 1, y - 1)]
    return [rows[v][u] for u, v in near if 0 <= v < len(rows) and 0 <= u < len(rows[0])]


def _area(rows: list[list[int]], x: int, y: int, diagonal: bool) -> frozenset[tuple[int, int]]:
    """The connected cells that are 0, or not 0, like the one at (x, y)."""
    solid = bool(rows[y][x])
    area, edge = {(x, y)}, {(x, y)}
    while edge:
        near = {
            (u + dx, v + dy) for u, v in edge for dx in (-1, 0, 1) for dy in (-1, 0, 1) if diagonal or not dx or not dy
        }
        edge = {
            (u, v) for u, v in near - area if 0 <= v < len(rows) and 0 <= u < len(rows[0]) and bool(rows[v][u]) == solid
        }
        area |= edge
    return frozenset(area)


def shift_strip(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    right = rng.random() < 0.6
    size = 8 * bpp
    source = "x - n" if right else "x + n"
    body = cpp(
        """
        std::vector<uint8_t> out(strip.size());
        int width = strip.size() / @size * 8;
        for (int x = 0; x < width; ++x) {
          int from = @source;
          if (from < 0 || from >= width) continue;
          for (int i = 0; i < @size; ++i)
            if (strip[from / 8 * @size + i] >> (7 - from % 8) & 1) out[x / 8 * @size + i] |= 0x80 >> x % 8;
        }
        return out;
        """,
        size=size,
        source=source,
    )

    def oracle(strip: list[int], n: int) -> list[int]:
        tiles = tiles_of(strip, bpp)
        out = []
        for y in range(8):
            row = [color for tile in tiles for color in tile[y]]
            clear = [0] * min(n, len(row))
            out.append(clear + row[: len(row) - len(clear)] if right else row[len(clear) :] + clear)
        return [b for at in range(0, 8 * len(tiles), 8) for b in tile_bytes([row[at : at + 8] for row in out], bpp)]

    way = "right" if right else "left"
    other = "left" if right else "right"
    return Made(
        f"{VECTOR} @f({BYTES} strip, int n)",
        body,
        oracle,
        lambda r: [b"".join(some_tile(r, size) for _ in range(r.randrange(1, 5))), r.choice((0, 1, 3, 7, 8, 11, 40))],
        (
            f"Shift a row of SNES {bpp}bpp tiles {way} by n >= 0 pixels across tile borders; clear pixels come in, what leaves is lost.",
            f"Write a function that moves the picture on several {bpp}bpp tiles lying side by side {way} by `n` pixels (0 or more), so that pixels cross from tile to tile. Color 0 enters at the {other} edge; what passes the {way} edge is gone. The number of tiles stays. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}; the strip consists of whole tiles.",
            f"How do I nudge a text line made of {bpp}bpp tiles {way} by some pixels? planar strip of whole tiles, n from 0 to anything, no wrap-around, fill with 0",
            f"My status bar texts sit in consecutive tiles ({size} bytes each, {bpp}bpp, left to right). To centre them I push all pixels n to the {way}, across the tiles' borders; empty ones follow from the {other}, n may exceed the whole width.",
        ),
    )


def shift_column_of_tiles(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    wrap = rng.random() < 0.5
    size = 8 * bpp
    body = cpp(
        """
        std::vector<uint8_t> out(tiles.size());
        int height = tiles.size() / @size * 8;
        for (int row = 0; row < height; ++row) {
          int to = @to;@skip
          for (int p = 0; p < @bpp; ++p) out[to / 8 * @size + @target] = tiles[row / 8 * @size + @source];
        }
        return out;
        """,
        size=size,
        to="((row + n) % height + height) % height" if wrap else "row + n",
        skip="" if wrap else "\n  if (to < 0 || to >= height) continue;",
        bpp=bpp,
        target=PLACES[bpp].replace("y", "to % 8"),
        source=PLACES[bpp].replace("y", "row % 8"),
    )

    def oracle(tiles: list[int], n: int) -> list[int]:
        rows = [row for tile in tiles_of(tiles, bpp) for row in tile]
        blank = [0] * 8
        count = len(rows)
        new = [rows[(y - n) % count] if wrap or 0 <= y - n < count else blank for y in range(count)]
        return [b for at in range(0, count, 8) for b in tile_bytes(new[at : at + 8], bpp)]

    edge = (
        "rows that leave at one end come back at the other"
        if wrap
        else "rows that leave are lost, empty rows (color 0) follow"
    )
    return Made(
        f"{VECTOR} @f({BYTES} tiles, int n)",
        body,
        oracle,
        lambda r: [
            b"".join(some_tile(r, size) for _ in range(r.randrange(1, 4))),
            r.choice((0, 1, -1, 7, -3, 8, -9, 25, -30)),
        ],
        (
            f"{bpp}bpp tiles stacked top to bottom: shift the picture down by n pixels (negative: up); {edge}.",
            f"Write a function that moves the picture on a column of raw {bpp}bpp tiles down by `n` pixel rows, or up if `n` is negative; the tiles follow from top to bottom in the buffer, and rows cross their borders. {edge[0].upper() + edge[1:]}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}; there is at least one tile and no part of one.",
            f"How do I scroll vertically stacked planar tiles ({bpp}bpp) by n rows, signed, positive = down? {edge}; n of any size",
            f"A waterfall of my game is a stack of {bpp}bpp tiles. For a frame I need the stack {'rolled' if wrap else 'pushed'} by n rows downwards (upwards for n < 0): {edge}.",
        ),
    )


def outline_picture(rng: random.Random) -> Made:
    diagonal = rng.random() < 0.4
    inside = rng.random() < 0.4
    border = inside and rng.random() < 0.5
    near = (
        "for (int dy = -1; dy <= 1; ++dy)\n      for (int dx = -1; dx <= 1; ++dx)\n        if (TEST(x + dx, y + dy)) found = true;"
        if diagonal
        else "bool found = TEST(x - 1, y) || TEST(x + 1, y) || TEST(x, y - 1) || TEST(x, y + 1);"
    )
    if diagonal:
        near = "bool found = false;\n    " + near
    outside = "true" if border else "false"
    test = "== 0" if inside else "!= 0"
    body = f"std::vector<uint8_t> out = pixels;\nint height = pixels.size() / width;\nauto {'clear' if inside else 'solid'} = [&](int x, int y) {{\n  if (x < 0 || y < 0 || x >= width || y >= height) return {outside};\n  return pixels[y * width + x] {test};\n}};\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) {{\n    {near}\n    if (found && pixels[y * width + x] {'!=' if inside else '=='} 0) out[y * width + x] = color;\n  }}\nreturn out;".replace(
        "TEST", "clear" if inside else "solid"
    )

    def oracle(pixels: list[int], width: int, color: int) -> list[int]:
        rows = in_rows(pixels, width)
        if border:
            wide = [[0] * (width + 2)]
            padded = [*wide, *[[0, *row, 0] for row in rows], *wide]
        out = []
        for y, row in enumerate(rows):
            for x, pixel in enumerate(row):
                near_ = _around(padded, x + 1, y + 1, diagonal) if border else _around(rows, x, y, diagonal)
                hit = bool(pixel) == inside and any(bool(one) != inside for one in near_)
                out.append(color if hit else pixel)
        return out

    ways = "eight neighbours" if diagonal else "four neighbours (left, right, above, below)"
    if inside:
        rule = f"every opaque pixel that has a transparent one among its {ways} becomes `color`; outside of the picture {'everything counts as transparent' if border else 'nothing counts'}"
    else:
        rule = f"every transparent pixel that has an opaque one among its {ways} becomes `color`; nothing is drawn outside of the picture"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, uint8_t color)",
        body,
        oracle,
        lambda r: [*_picture(r), r.choice((0, 1, 15, 9))],
        (
            f"{'Inner edge' if inside else 'Outline'} of an indexed sprite (0 = transparent, `width` a row) in `color`: {rule}.",
            f"Write a function that draws {'the rim of a sprite in another color' if inside else 'a contour around a sprite'}. `pixels` has a byte a pixel, row by row, 0 is transparent. Judged by the original picture, {rule}. All other pixels stay; return the new picture.",
            f"How do I {'darken the border pixels of' if inside else 'add a black outline to'} a sprite? {rule}; judge by the picture as given, 0 = transparent",
            f"{'Selective outlining: ' if inside else 'My sprites vanish on dark grounds: '}{rule}. The picture is indexed (0 is see-through), `width` pixels a row; pixels changed this way do not spread further.",
        ),
    )


def grow_mask(rng: random.Random) -> Made:
    eat = rng.random() < 0.5
    diagonal = rng.random() < 0.5
    size = 8
    row = "m[y] & m[y] << 1 & m[y] >> 1" if eat else "m[y] | m[y] << 1 | m[y] >> 1"
    op = "&" if eat else "|"
    if diagonal:
        body = f"uint8_t wide[8];\nfor (int y = 0; y < 8; ++y) wide[y] = mask[y] {op} mask[y] << 1 {op} mask[y] >> 1;\nfor (int y = 0; y < 8; ++y) {{\n  int above = y > 0 ? wide[y - 1] : 0, below = y < 7 ? wide[y + 1] : 0;\n  mask[y] = wide[y] {op} above {op} below;\n}}"
    else:
        body = f"std::vector<uint8_t> m = mask;\nfor (int y = 0; y < 8; ++y) {{\n  int above = y > 0 ? m[y - 1] : 0, below = y < 7 ? m[y + 1] : 0;\n  mask[y] = ({row}) {op} above {op} below;\n}}"

    def oracle(mask: list[int]) -> None:
        rows = [[int(bit) for bit in f"{byte:08b}"] for byte in mask]
        framed = [[0] * 10, *[[0, *row, 0] for row in rows], [0] * 10]
        new = []
        for y in range(size):
            text = ""
            for x in range(size):
                near = [framed[y + 1][x + 1], *_around(framed, x + 1, y + 1, diagonal)]
                text += str(int(all(near) if eat else any(near)))
            new.append(int(text, 2))
        mask[:] = new

    ways = "eight neighbours" if diagonal else "neighbours left, right, above and below"
    rule = (
        f"a bit stays 1 only if it and all its {ways} are 1 (outside of the tile all is 0)"
        if eat
        else f"a bit becomes 1 if it or one of its {ways} is 1"
    )
    return Made(
        f"void @f({BUFFER} mask)",
        body,
        oracle,
        lambda r: [
            bytes(r.getrandbits(8) | (r.getrandbits(8) if eat else 0) for _ in range(8))
            if r.random() < 0.8
            else bytes([r.choice((0, 0x3C, 0xFF))] * 8)
        ],
        (
            f"{'Erode' if eat else 'Dilate'} an 8x8 1bpp mask by one pixel in place: {rule}.",
            f"Write a function that makes a silhouette one pixel {'thinner' if eat else 'thicker'}. `mask` has 8 bytes, one a row from the top, bit 7 on the left. Judged by the old mask, {rule}.",
            f"How do I do {'erosion' if eat else 'dilation'} on a 1bpp tile with byte operations? in place, 8 rows; {rule}",
            f"The collision mask of a tile (8 row bytes) is a bit too {'generous' if eat else 'tight'}: {rule}. Change the 8 bytes, always looking at the mask as it was.",
        ),
    )


def fill_holes(rng: random.Random) -> Made:
    count = rng.random() < 0.4
    body = cpp(
        """
        int height = pixels.size() / width;
        std::vector<bool> outside(pixels.size());
        std::vector<std::pair<int, int>> open;
        for (int x = 0; x < width; ++x) open.insert(open.end(), {{x, 0}, {x, height - 1}});
        for (int y = 0; y < height; ++y) open.insert(open.end(), {{0, y}, {width - 1, y}});
        while (!open.empty()) {
          auto [x, y] = open.back();
          open.pop_back();
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          int at = y * width + x;
          if (outside[at] || pixels[at] != 0) continue;
          outside[at] = true;
          open.insert(open.end(), {{x + 1, y}, {x - 1, y}, {x, y + 1}, {x, y - 1}});
        }
        """
    )
    if count:
        body += "\nint holes = 0;\nfor (size_t i = 0; i < pixels.size(); ++i)\n  if (pixels[i] == 0 && !outside[i]) ++holes;\nreturn holes;"
    else:
        body += "\nfor (size_t i = 0; i < pixels.size(); ++i)\n  if (pixels[i] == 0 && !outside[i]) pixels[i] = color;"

    def holes(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        found = []
        for i, pixel in enumerate(pixels):
            if not pixel:
                area = _area(rows, i % width, i // width, False)
                if all(0 < x < width - 1 and 0 < y < len(rows) - 1 for x, y in area):
                    found.append(i)
        return found

    def counted(pixels: list[int], width: int) -> int:
        return len(holes(pixels, width))

    def filled(pixels: list[int], width: int, color: int) -> None:
        for i in holes(pixels, width):
            pixels[i] = color

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(3, 9), r.randrange(3, 8)
        return [
            some_pixels(r, width * height, 3, r.choice((0.1, 0.2, 0.3))),
            width,
            *(() if count else (r.randrange(16),)),
        ]

    task = "how many pixels are holes" if count else "all hole pixels become `color`"
    hole = "a transparent pixel from which no path of transparent pixels (steps left, right, up, down) leads to the picture's edge"
    return Made(
        f"int @f({BYTES} pixels, int width)" if count else f"void @f({BUFFER} pixels, int width, uint8_t color)",
        body,
        counted if count else filled,
        given,
        (
            f"Holes of an indexed sprite (0 transparent): {task}; a hole is {hole}. Border pixels never are holes.",
            f"Write a function that {'counts' if count else 'fills'} the holes of a sprite: {task}. `pixels` is row by row, `width` a row (at least one row), 0 is transparent. A hole is {hole}; a transparent pixel on the edge is none.",
            f"How do I {'detect' if count else 'plug'} see-through spots enclosed by a sprite's body? {task}; enclosed = not 4-connected through 0-pixels to the border",
            f"Light shines through small gaps inside my sprites. I look for {hole}: {task}. The picture has {'`width` pixels a row' if count else 'rows of `width` pixels'} and palette index 0 for transparency.",
        ),
    )


def remove_specks(rng: random.Random) -> Made:
    diagonal = rng.random() < 0.5
    what = rng.choice(("remove", "remove", "count", "largest"))
    step = (
        "for (int dy = -1; dy <= 1; ++dy)\n      for (int dx = -1; dx <= 1; ++dx) {\n        int u = x + dx, v = y + dy;\n        if (u >= 0 && v >= 0 && u < width && v < height && pixels[v * width + u] != 0 && !seen[v * width + u]) {\n          seen[v * width + u] = true;\n          island.push_back(v * width + u);\n        }\n      }"
        if diagonal
        else "for (auto [u, v] : {std::pair{x + 1, y}, {x - 1, y}, {x, y + 1}, {x, y - 1}})\n      if (u >= 0 && v >= 0 && u < width && v < height && pixels[v * width + u] != 0 && !seen[v * width + u]) {\n        seen[v * width + u] = true;\n        island.push_back(v * width + u);\n      }"
    )
    start, per, end = {
        "remove": ("", "if (static_cast<int>(island.size()) < least)\n    for (int at : island) pixels[at] = 0;", ""),
        "count": ("int count = 0;\n", "++count;", "\nreturn count;"),
        "largest": ("int most = 0;\n", "most = std::max<int>(most, island.size());", "\nreturn most;"),
    }[what]
    body = f"int height = pixels.size() / width;\n{start}std::vector<bool> seen(pixels.size());\nfor (size_t start = 0; start < pixels.size(); ++start) {{\n  if (pixels[start] == 0 || seen[start]) continue;\n  seen[start] = true;\n  std::vector<int> island{{static_cast<int>(start)}};\n  for (size_t i = 0; i < island.size(); ++i) {{\n    int x = island[i] % width, y = island[i] / width;\n    {step}\n  }}\n  {per}\n}}{end}"

    def islands(pixels: list[int], width: int) -> set[frozenset[tuple[int, int]]]:
        rows = in_rows(pixels, width)
        return {_area(rows, i % width, i // width, diagonal) for i, pixel in enumerate(pixels) if pixel}

    def oracle(pixels: list[int], width: int, least: int = 0) -> int:
        found = islands(pixels, width)
        for one in found:
            if len(one) < least:
                for x, y in one:
                    pixels[y * width + x] = 0
        return len(found) if what == "count" else max(map(len, found), default=0)

    def given(r: random.Random) -> list[object]:
        return [*_picture(r, 4, r.choice((0.5, 0.7))), *([r.choice((1, 2, 3, 4))] if what == "remove" else ())]

    ways = "also diagonally" if diagonal else "left, right, up and down"
    task = {
        "remove": "erase (set to 0) every island of fewer than `least` pixels",
        "count": "return how many islands there are",
        "largest": "return how many pixels the largest island has (0 if there is none)",
    }[what]
    return Made(
        f"void @f({BUFFER} pixels, int width, int least)" if what == "remove" else f"int @f({BYTES} pixels, int width)",
        body,
        oracle,
        given,
        (
            f"Islands of opaque pixels (not 0), connected {ways}, in a picture of `width` a row: {task}.",
            f"Write a function that looks at the connected parts of a sprite. Two opaque pixels (any value but 0) belong to the same island if one can walk from one to the other over opaque pixels, stepping {ways}; colors do not matter. {task[0].upper() + task[1:]}. `pixels` is row by row, `width` pixels each.",
            f"How do I {'clean stray pixels off a scanned sprite' if what == 'remove' else 'find out whether a sprite falls apart into pieces'}? {task}; {'8' if diagonal else '4'}-connected, 0 = transparent",
            f"{'Dirt in imported sprites' if what == 'remove' else 'Quality check of imported sprites'}: islands are groups of non-zero pixels touching each other {ways}. {task[0].upper() + task[1:]}.",
        ),
    )


def seam_mismatches(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    own = rng.random() < 0.4
    below = rng.random() < 0.5
    size = 8 * bpp
    first, second = ("tile", "tile") if own else ("a", "b")
    get = "int colorA = 0, colorB = 0;\n  for (int p = 0; p < @bpp; ++p) {\n    colorA |= (@a[@pa] >> @xa & 1) << p;\n    colorB |= (@b[@pb] >> @xb & 1) << p;\n  }\n  if (colorA != colorB) ++count;"
    if below:
        pa, pb, xa, xb = PLACES[bpp].replace("y * 2", "14"), PLACES[bpp].replace("y * 2 + ", ""), "i", "i"
    else:
        pa = pb = PLACES[bpp].replace("y", "i")
        xa, xb = "0", "7"
    body = (
        "int count = 0;\nfor (int i = 0; i < 8; ++i) {\n  "
        + cpp(get, bpp=bpp, a=first, b=second, pa=pa, pb=pb, xa=xa, xb=xb).replace(" >> 0 &", " &")
        + "\n}\nreturn count;"
    )

    def oracle(a: list[int], b: list[int] | None = None) -> int:
        one, two = tile_rows(a, bpp), tile_rows(b or a, bpp)
        left = one[7] if below else [row[7] for row in one]
        right = two[0] if below else [row[0] for row in two]
        return sum(x != y for x, y in zip(left, right, strict=True))

    def given(r: random.Random) -> list[object]:
        tile = some_tile(r, size)
        return [tile] if own else [tile, r.choice((some_tile(r, size), tile, some_tile(r, size)))]

    edges = ("bottom row", "top row", "column") if below else ("right column", "left column", "row")
    which = f"the tile's {edges[0]} and its own {edges[1]}" if own else f"a's {edges[0]} and b's {edges[1]}"
    place = (
        "below itself" if own and below else "beside itself" if own else "b below a" if below else "b to the right of a"
    )
    return Made(
        f"int @f({BYTES} tile)" if own else f"int @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Seam check on SNES {bpp}bpp tiles ({place}): in how many of the 8 {edges[2]}s do {which} have different colors?",
            f"Write a function that tells how badly {'a tile repeats' if own else 'two tiles fit together'} ({place}): count the {edges[2]}s (0 to 8) in which {which} differ in color. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I test whether {'a tile is seamless' if own else 'neighbouring tiles match'} in {bpp}bpp? number of differing pixels between {which}, {place}",
            f"Auto-tiling helper: {place}, {size} bytes {'of raw planar data' if own else 'a tile, planar'}. The result is the number of {edges[2]}s where the touching pixels, {which}, are not the same color.",
        ),
    )


def edge_signature(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    clockwise = rng.random() < 0.5
    body = cpp(
        """
        uint8_t rows[8] = {};
        for (int y = 0; y < 8; ++y)
          for (int p = 0; p < @bpp; ++p) rows[y] |= tile[@place];
        int left = 0, right = 0;
        for (int y = 0; y < 8; ++y) {
          left |= (rows[y] >> 7) << @ly;
          right |= (rows[y] & 1) << (7 - y);
        }
        @low
        return static_cast<uint32_t>(rows[0]) << 24 | right << 16 | @bottom << 8 | left;
        """,
        bpp=bpp,
        place=PLACES[bpp],
        ly="y" if clockwise else "(7 - y)",
        low="int bottom = 0;\nfor (int x = 0; x < 8; ++x) bottom |= (rows[7] >> x & 1) << (7 - x);"
        if clockwise
        else "",
        bottom="bottom" if clockwise else "rows[7]",
    ).replace("\n\n", "\n")

    def oracle(tile: list[int]) -> int:
        rows = [[int(color != 0) for color in row] for row in tile_rows(tile, bpp)]
        columns = list(map(list, zip(*rows, strict=True)))
        bottom, left = rows[7], columns[0]
        if clockwise:
            bottom, left = bottom[::-1], left[::-1]
        return int("".join(map(str, rows[0] + columns[7] + bottom + left)), 2)

    order = (
        "top row from the left, right column from the top, bottom row from the right, left column from the bottom"
        if clockwise
        else "top row from the left, right column from the top, bottom row from the left, left column from the top"
    )
    return Made(
        f"uint32_t @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [some_tile(r, 8 * bpp)],
        (
            f"32-bit edge signature of a SNES {bpp}bpp tile: opaque (color not 0) = 1, highest bit first: {order}.",
            f"Write a function that describes a tile's border in 32 bits, 1 where a pixel isn't color 0. From the highest bit down: {order}, 8 bits each. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I index {bpp}bpp tiles by the shape of their edges? uint32: {order}; a set bit means opaque; first pixel in the top bit of each byte",
            f"To find tiles that fit next to each other I compare borders. Make one number of four bytes for a raw {bpp}bpp tile: {order} (each byte with its first pixel in bit 7, first byte highest), bits set for pixels other than color 0.",
        ),
    )


def extend_borders(rng: random.Random) -> Made:
    mode = rng.choice(("repeat", "color", "mirror"))
    fetch = {
        "repeat": "pixels[std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1)]",
        "color": "x < 0 || y < 0 || x >= width || y >= height ? color : pixels[y * width + x]",
        "mirror": "pixels[mirrored(y, height) * width + mirrored(x, width)]",
    }[mode]
    helper = (
        "auto mirrored = [](int i, int size) { return i < 0 ? -1 - i : i >= size ? 2 * size - 1 - i : i; };\n"
        if mode == "mirror"
        else ""
    )
    body = f"int height = pixels.size() / width;\n{helper}std::vector<uint8_t> out;\nfor (int y = -n; y < height + n; ++y)\n  for (int x = -n; x < width + n; ++x) out.push_back({fetch});\nreturn out;"

    def widened(row: list[object], n: int, filler: object) -> list[object]:
        if mode == "mirror":
            return [*row[:n][::-1], *row, *row[::-1][:n]]
        return [row[0] if mode == "repeat" else filler] * n + row + [row[-1] if mode == "repeat" else filler] * n

    def oracle(pixels: list[int], width: int, n: int, color: int = 0) -> list[object]:
        rows: list[object] = [widened(list(row), n, color) for row in in_rows(pixels, width)]
        return [p for row in widened(rows, n, [color] * (width + 2 * n)) for p in row]  # type: ignore[attr-defined]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 6), r.randrange(1, 6)
        n = r.randrange(0, min(width, height) + 1 if mode == "mirror" else 4)
        return [some_pixels(r, width * height, 99, 0.1), width, n, *([r.randrange(256)] if mode == "color" else ())]

    how = {
        "repeat": "by copies of the nearest edge pixel",
        "color": "by `color`",
        "mirror": "by the picture's mirror image at each edge (the edge pixel itself appears twice)",
    }[mode]
    limit = " (n is at most the smaller side)" if mode == "mirror" else ""
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int n{', uint8_t color' if mode == 'color' else ''})",
        body,
        oracle,
        given,
        (
            f"Pad an indexed picture (`width` a row) by n pixels on all four sides, filled {how}{limit}.",
            f"Write a function that enlarges a picture of at least one pixel by a margin of `n` (0 or more) on each side, filled {how}{limit}. `pixels` is a byte a pixel, row by row. The result is width + 2n wide and has 2n more rows.",
            f"How do I extrude a {'texture' if mode != 'color' else 'sprite frame'} by n pixels all around ({how})? byte a pixel, row-major{limit}",
            f"Frames in my atlas bleed into each other when scaled, so each gets a border of n pixels {how}{limit}. Give me the bigger picture; the original keeps its place in the middle.",
        ),
    )


def mirror_half(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    side = rng.choice(("left", "right", "top", "bottom"))
    size = 8 * bpp
    if side in ("left", "right"):
        test = "byte >> (7 - x) & 1" if side == "left" else "byte >> x & 1"
        put = "out |= 1 << x | 0x80 >> x"
        body = f"for (uint8_t& byte : tile) {{\n  int out = 0;\n  for (int x = 0; x < 4; ++x)\n    if ({test}) {put};\n  byte = out;\n}}"
    else:
        copy = "tile[@b] = tile[@t];" if side == "top" else "tile[@t] = tile[@b];"
        copy = copy.replace("@b", PLACES[bpp].replace("y", "(7 - y)")).replace("@t", PLACES[bpp])
        copy = copy.replace("[(7 - y)]", "[7 - y]")
        body = (
            f"for (int p = 0; p < {bpp}; ++p)\n  for (int y = 0; y < 4; ++y) {copy}"
            if bpp > 1
            else f"for (int y = 0; y < 4; ++y) {copy}"
        )

    def oracle(tile: list[int]) -> None:
        rows = tile_rows(tile, bpp)
        if side in ("left", "right"):
            rows = [row[:4] + row[3::-1] if side == "left" else row[:3:-1] + row[4:] for row in rows]
        else:
            rows = rows[:4] + rows[3::-1] if side == "top" else rows[:3:-1] + rows[4:]
        tile[:] = tile_bytes(rows, bpp)

    other = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
    return Made(
        f"void @f({BUFFER} tile)",
        body,
        oracle,
        lambda r: [r.randbytes(size)],
        (
            f"Make a {bpp}bpp SNES tile symmetric in place: the {other} half becomes the mirror image of the {side} half.",
            f"Write a function that replaces the {other} half (4 {'columns' if side in ('left', 'right') else 'rows'}) of an 8x8 tile by the mirrored {side} half, in place. The tile is raw {bpp}bpp: {FORMATS[bpp]}.",
            f"How do I get the symmetry tool for {bpp}bpp tiles: {side} half mirrored onto the {other} half? planar, {size} bytes, in place",
            f"I only draw the {side} half of faces. The function fills the {other} half of the tile ({size} raw bytes, {bpp}bpp) with its reflection.",
        ),
    )


def surface_profile(rng: random.Random) -> Made:
    side = rng.choice(("top", "bottom", "left", "right"))
    bpp = rng.choice((2, 4))
    empty = rng.choice((8, 255))
    along = side in ("top", "bottom")
    test = "(tile[@place] >> (7 - x) & 1)".replace("@place", PLACES[bpp])
    coords = {
        "top": "int x = i, y = d;",
        "bottom": "int x = i, y = 7 - d;",
        "left": "int x = d, y = i;",
        "right": "int x = 7 - d, y = i;",
    }[side]
    body = f"std::vector<uint8_t> profile(8, {empty});\nfor (int i = 0; i < 8; ++i)\n  for (int d = 7; d >= 0; --d) {{\n    {coords}\n    for (int p = 0; p < {bpp}; ++p)\n      if {test} profile[i] = d;\n  }}\nreturn profile;"

    def oracle(tile: list[int]) -> list[int]:
        rows = tile_rows(tile, bpp)
        lines = [list(one) for one in zip(*rows, strict=True)] if along else rows
        if side in ("bottom", "right"):
            lines = [line[::-1] for line in lines]
        return [next((d for d, color in enumerate(line) if color), empty) for line in lines]

    unit = "column" if along else "row"
    return Made(
        f"{VECTOR} @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [some_tile(r, 8 * bpp)],
        (
            f"For each {unit} of a SNES {bpp}bpp tile: how many empty pixels (color 0) from the {side} edge to the first opaque one; {empty} if the {unit} is empty.",
            f"Write a function that measures a tile's outline from the {side}: for each of the 8 {unit}s (from {'the left' if along else 'the top'}) the number of pixels of color 0 between the {side} edge and the first pixel of another color, {empty} if there is none. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I derive {'a height map' if side == 'top' else 'a profile'} from tile graphics? {bpp}bpp planar tile -> 8 distances from the {side} edge to solid pixels, {empty} = nothing there",
            f"Slopes should follow the drawn ground: walk in from the {side} of the raw {bpp}bpp tile in every {unit} and count clear pixels until something opaque comes. Eight numbers, {empty} for {unit}s without any.",
        ),
    )


def silhouette_length(rng: random.Random) -> Made:
    outer = rng.random() < 0.5
    body = f"int height = pixels.size() / width, count = 0;\nauto solid = [&](int x, int y) {{ return x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] != 0; }};\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) {{\n    if (!solid(x, y)) continue;\n    {'count += !solid(x - 1, y) + !solid(x + 1, y) + !solid(x, y - 1) + !solid(x, y + 1);' if outer else 'if (!solid(x - 1, y) || !solid(x + 1, y) || !solid(x, y - 1) || !solid(x, y + 1)) ++count;'}\n  }}\nreturn count;"

    def oracle(pixels: list[int], width: int) -> int:
        solid = {(i % width, i // width) for i, pixel in enumerate(pixels) if pixel}
        free = [sum(one not in solid for one in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1))) for x, y in solid]
        return sum(free) if outer else sum(map(bool, free))

    what = (
        "the length of the outline in pixel sides: sides of opaque pixels towards a transparent pixel or the outside"
        if outer
        else "the number of opaque pixels that have a side towards a transparent pixel or the outside"
    )
    return Made(
        f"int @f({BYTES} pixels, int width)",
        body,
        oracle,
        lambda r: _picture(r, 4, 0.35),
        (
            f"Sprite of `width` a row, 0 = transparent: {what} of the picture.",
            f"Write a function that returns {what} of the picture. `pixels` has a byte a pixel, row by row; 0 is transparent. Holes count like the outer border.",
            f"How do I compute a sprite's {'perimeter' if outer else 'boundary pixel count'}? {what} of the picture; indexed, 0 is clear, holes included",
            f"To guess how well a sprite compresses I want {what} of the picture (4 sides a pixel, palette index 0 is see-through).",
        ),
    )


def smooth_lone_pixels(rng: random.Random) -> Made:
    need = rng.choice((3, 4))
    body = cpp(
        """
        std::vector<uint8_t> out = pixels;
        int height = pixels.size() / width;
        for (int y = 1; y + 1 < height; ++y)
          for (int x = 1; x + 1 < width; ++x) {
            int at = y * width + x;
            for (int near : {at - width, at - 1, at + 1, at + width}) {
              int same = 0;
              for (int other : {at - width, at - 1, at + 1, at + width}) same += pixels[other] == pixels[near];
              if (same >= @need) out[at] = pixels[near];
            }
          }
        return out;
        """,
        need=need,
    )

    def oracle(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        new = [row[:] for row in rows]
        for y in range(1, len(rows) - 1):
            for x in range(1, width - 1):
                near = sorted(_around(rows, x, y, False))
                for value in set(near):
                    if near.count(value) >= need:
                        new[y][x] = value
        return in_line(new)

    rule = (
        "all four neighbours have one color"
        if need == 4
        else "at least three of its four neighbours have the same color"
    )
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width)",
        body,
        oracle,
        lambda r: [some_pixels(r, (w := r.randrange(3, 8)) * r.randrange(2, 7), 3, 0.4), w],
        (
            f"Despeckle an indexed image (`width` a row): an inner pixel takes the neighbours' color if {rule}; edge pixels stay, judge by the original.",
            f"Write a function that removes noise from a picture with a byte a pixel, row by row. A pixel that is not on the edge becomes the color of its neighbours (left, right, above, below) if {rule}; otherwise it stays. All pixels are judged by the given picture. 0 is a color like any other.",
            f"How do I filter single stray pixels out of a scan? inner pixels: {rule} -> take it; borders unchanged; not in place",
            f"Scanned fonts have dots in them. Return a copy of the picture in which each pixel away from the border adopts the color around it where {rule} (diagonals don't matter, old colors decide).",
        ),
    )


RECIPES = (
    shift_strip,
    shift_column_of_tiles,
    outline_picture,
    grow_mask,
    fill_holes,
    remove_specks,
    seam_mismatches,
    edge_signature,
    extend_borders,
    mirror_half,
    surface_profile,
    silhouette_length,
    smooth_lone_pixels,
)
