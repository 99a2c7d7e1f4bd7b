"""Pictures of one byte a pixel on their way to the console: cut, reduced, layered, dithered, packed by spans, given palettes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _rows(pixels: list[int], width: int) -> list[list[int]]:
    return [pixels[i : i + width] for i in range(0, len(pixels) - width + 1, width)] if width > 0 else []


def _image(r: random.Random, width: int, height: int, colors: int = 4) -> list[int]:
    clear = r.choice((0.2, 0.6, 0.9))
    return [0 if r.random() < clear else r.randrange(colors) for _ in range(width * height)]


def cut_to_tiles(rng: random.Random) -> Made:
    side = rng.choice((8, 8, 4))
    zero = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint16_t> map;
        int height = image.size() / width;
        @zero
        for (int top = 0; top < height; top += @n)
          for (int left = 0; left < width; left += @n) {
            std::vector<uint8_t> tile;
            for (int y = 0; y < @n; ++y)
              for (int x = 0; x < @n; ++x) tile.push_back(image[(top + y) * width + left + x]);
            size_t number = 0;
            while (number * @size < tiles.size() && !std::equal(tile.begin(), tile.end(), tiles.begin() + number * @size)) ++number;
            if (number * @size == tiles.size()) tiles.insert(tiles.end(), tile.begin(), tile.end());
            map.push_back(number);
          }
        return map;
        """,
        n=side,
        size=side * side,
        zero=f"if (tiles.empty()) tiles.resize({side * side});" if zero else "",
    ).replace("\n\n", "\n")

    def oracle(image: list[int], width: int, tiles: list[int]) -> list[int]:
        known = _rows(tiles, side * side) or ([[0] * (side * side)] if zero else [])
        rows = _rows(image, width)
        numbers = []
        for y in range(0, len(rows), side):
            for x in range(0, width, side):
                tile = [pixel for row in rows[y : y + side] for pixel in row[x : x + side]]
                if tile not in known:
                    known.append(tile)
                numbers.append(known.index(tile))
        tiles[:] = [pixel for tile in known for pixel in tile]
        return numbers

    def given(r: random.Random) -> list[object]:
        pool = [[0] * (side * side)] + [[r.randrange(4) for _ in range(side * side)] for _ in range(3)]
        across, down = r.randrange(1, 4), r.randrange(1, 3)
        grid = [[r.choice(pool) for _ in range(across)] for _ in range(down)]
        image = [
            pixel for line in grid for y in range(side) for tile in line for pixel in tile[side * y : side * y + side]
        ]
        return [image, side * across, [pixel for tile in r.sample(pool, r.randrange(0, 3)) for pixel in tile]]

    blank = " An empty list of tiles first gets a tile of zeros as number 0." if zero else ""
    return Made(
        f"std::vector<uint16_t> @f({BYTES} image, int width, {BUFFER} tiles)",
        body,
        oracle,
        given,
        (
            f"Image (a byte a pixel, sides divisible by {side}) to a map of {side}x{side} tiles: number of each tile in `tiles` ({side * side} bytes each), appending new ones.{blank}",
            f"Write a function that imports a picture as background. It has one byte a pixel and rows of `width` pixels; both sides are multiples of {side}. Cut it into tiles of {side}x{side} pixels in reading order. For each return its number in `tiles`, which holds {side * side} pixels a tile, row by row; a tile that isn't there is added at the end. Flips do not count as equal.{blank}",
            f"How do I get tileset and tilemap from an image? {side}x{side} cells, left to right, top to bottom; `tiles` may already contain some and grows by unknown ones; the result are the tile numbers (the first equal tile).{blank}",
            f"map[i] = index of cell i in tiles ({side}x{side} bytes), appended if new; cells in reading order.{blank}",
            f"A mockup from the artist is to become tiles: every different {side}x{side} square once in `tiles`, and a list saying which of them goes where. Continue with the tiles that exist.{blank}",
        ),
    )


def compact_colors(rng: random.Random) -> Made:
    order = rng.choice(("first", "value"))
    zero = rng.random() < 0.5
    if order == "first":
        body = cpp(
            """
            std::vector<uint8_t> used@zero;
            for (uint8_t& pixel : pixels) {
              auto found = std::find(used.begin(), used.end(), pixel);
              uint8_t number = found - used.begin();
              if (found == used.end()) used.push_back(pixel);
              pixel = number;
            }
            return used;
            """,
            zero=" = {0}" if zero else "",
        )
    else:
        body = cpp(
            """
            std::set<uint8_t> seen(pixels.begin(), pixels.end());
            @zero
            std::vector<uint8_t> used(seen.begin(), seen.end());
            for (uint8_t& pixel : pixels) pixel = std::lower_bound(used.begin(), used.end(), pixel) - used.begin();
            return used;
            """,
            zero="seen.insert(0);" if zero else "",
        ).replace("\n\n", "\n")

    def oracle(pixels: list[int]) -> list[int]:
        used = list(dict.fromkeys(([0] if zero else []) + pixels))
        if order == "value":
            used.sort()
        number = {color: i for i, color in enumerate(used)}
        pixels[:] = [number[pixel] for pixel in pixels]
        return used

    rank = "in the order of their first appearance" if order == "first" else "in ascending order"
    stay = "; color 0 is always in the list as the first, used or not" if zero else ""
    return Made(
        f"std::vector<uint8_t> @f({BUFFER} pixels)",
        body,
        oracle,
        lambda r: [[r.choice((0, 5, 200, 17, 3, r.randrange(256))) for _ in range(r.randrange(0, 10))]],
        (
            f"Reduce an indexed image to the colors it uses: renumber its pixels 0, 1, 2 ... and return the old indexes {rank}{stay}.",
            f"Write a function that removes unused colors. The colors which occur in `pixels` get new numbers from 0 on, {rank}{stay}. Change the pixels to the new numbers and return the list of old ones, so that list[new] = old.",
            f"How do I squeeze a 256-color picture into few palette entries without changing it? New indexes {rank}{stay}; I need the table new -> old to copy the palette.",
            f"used = distinct pixels {rank}{stay}; pixel = position in used; return used",
            f"The PNG uses a handful of its 256 colors, spread over the palette. Close the gaps in the pixels (in place) and tell me which colors remain, {rank}{stay}.",
        ),
    )


def halve_image(rng: random.Random) -> Made:
    way = rng.choice(("corner", "opaque", "majority"))
    if way == "corner":
        u, v = rng.choice(((0, 0), (1, 1), (1, 0)))
        pick = f"out.push_back(image[(y{' + 1' if v else ''}) * width + x{' + 1' if u else ''}]);"
        told = f"the {'lower' if v else 'upper'} {'right' if u else 'left'} one of its four pixels"
    elif way == "opaque":
        u = v = 0
        pick = "uint8_t color = 0;\n    for (int i = 0; i < 4 && color == 0; ++i) color = image[(y + i / 2) * width + x + i % 2];\n    out.push_back(color);"
        told = "the first of its four pixels (upper left, upper right, lower left, lower right) that is not 0, or 0"
    else:
        u = v = 0
        pick = "int best = 0, color = 0;\n    for (int i = 0; i < 4; ++i) {\n      int one = image[(y + i / 2) * width + x + i % 2], count = 0;\n      for (int j = 0; j < 4; ++j) count += image[(y + j / 2) * width + x + j % 2] == one;\n      if (count > best || (count == best && one < color)) {\n        best = count;\n        color = one;\n      }\n    }\n    out.push_back(color);"
        told = "the color that most of its four pixels have, the lowest of equally frequent ones"
    body = f"std::vector<uint8_t> out;\nint height = image.size() / width;\nfor (int y = 0; y + 1 < height; y += 2)\n  for (int x = 0; x + 1 < width; x += 2) {{\n    {pick}\n  }}\nreturn out;"

    def oracle(image: list[int], width: int) -> list[int]:
        rows = _rows(image, width)
        out = []
        for a, b in zip(rows[::2], rows[1::2], strict=False):
            for x in range(0, width - 1, 2):
                four = [*a[x : x + 2], *b[x : x + 2]]
                if way == "corner":
                    out.append(four[2 * v + u])
                elif way == "opaque":
                    out.append(([pixel for pixel in four if pixel] or [0])[0])
                else:
                    out.append(sorted(four, key=lambda pixel: (-four.count(pixel), pixel))[0])
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 8), r.randrange(1, 7)
        return [_image(r, width, height, 3), width]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} image, int width)",
        body,
        oracle,
        given,
        (
            f"Shrink an indexed image (rows of `width` bytes) to half: of each 2x2 square take {told}. Drop an odd last row or column.",
            f"Write a function that scales a picture down by 2 in both directions. It has one byte a pixel and complete rows of `width` pixels. Each 2x2 square becomes one pixel: {told}. A single row at the bottom or column at the right is left out.",
            f"How do I make small icons from big ones without blending palette indexes? Per 2x2 square: {told}. Odd sizes round down.",
            f"out[Y][X] from the square at (2X, 2Y): {told}",
            f"The world map shows the sprites at half size. Since colors are indexes I can't average, so I take for each square of 2x2 pixels {told}; incomplete squares vanish.",
        ),
    )


def mosaic(rng: random.Random) -> Made:
    start = rng.random() < 0.5
    if start:
        body = "for (size_t y = 0; y < image.size() / width; ++y)\n  for (int x = 0; x < width; ++x) {\n    int u = x - x % size, v = y - y % size;\n    image[y * width + x] = image[v * width + u];\n  }"
        signature = f"void @f({BUFFER} image, int width, int size)"
        row = "the square's upper left pixel"
    else:
        body = "std::vector<uint8_t> out;\nint height = image.size() / width;\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) {\n    int u = std::min(x - x % size + size / 2, width - 1), v = std::min(y - y % size + size / 2, height - 1);\n    out.push_back(image[v * width + u]);\n  }\nreturn out;"
        signature = f"std::vector<uint8_t> @f({BYTES} image, int width, int size)"
        row = "the square's middle pixel (size / 2 to the right and down, rounded down; at the border the last column or row if that lies outside)"

    def oracle(image: list[int], width: int, size: int) -> list[int] | None:
        rows = _rows(image, width)
        out = []
        for y in range(len(rows)):
            for x in range(width):
                u, v = x // size * size, y // size * size
                if not start:
                    u, v = (
                        [*range(width), *[width - 1] * size][u + size // 2],
                        [*range(len(rows)), *[len(rows) - 1] * size][v + size // 2],
                    )
                out.append(rows[v][u])
        if start:
            image[:] = out
            return None
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 9), r.randrange(1, 7)
        return [[r.randrange(256) for _ in range(width * height)], width, r.choice((1, 2, 3, 4, 8))]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Mosaic of size `size` (1-16) on an image with rows of `width` bytes: each size x size square, counted from the upper left corner, shows {row}.",
            f"Write a function for the mosaic effect. The picture (one byte a pixel, whole rows of `width`) is divided into squares of `size` pixels from the upper left corner on; those at the right and the bottom may be cut. All pixels of a square get the color of {row}.{' Change the picture itself.' if start else ' Return the new picture.'}",
            f"How do I preview a pixelated screen transition? Squares of `size`, aligned to (0, 0), take the color of {row}. size = 1 changes nothing{'; the rest is done in place' if start else ''}.",
            f"out(x, y) = in({'x - x % size, y - y % size' if start else 'min(x - x % size + size / 2, w - 1), min(y - y % size + size / 2, h - 1)'})",
            f"When a door is entered my game coarsens the picture step by step. Emulate a step: squares of `size` by `size` pixels, filled with {row}.",
        ),
    )


def compose_layers(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    order = rng.choice(("S3 A1 B1 S2 A0 B0", "A1 B1 S A0 B0", "S A1 B1 A0 B0"))
    sprites = order != "A1 B1 S A0 B0"
    if order == "S3 A1 B1 S2 A0 B0":
        pick = "if (s & 0x7F && s & 0x80) out.push_back(s & 0x7F);\n  else if (a & 0x7F && a & 0x80) out.push_back(a & 0x7F);\n  else if (b & 0x7F && b & 0x80) out.push_back(b & 0x7F);\n  else if (s & 0x7F) out.push_back(s & 0x7F);\n  else if (a & 0x7F) out.push_back(a & 0x7F);\n  else out.push_back(b & 0x7F ? b & 0x7F : backdrop);"
        told = "sprites with priority, layer A with priority, layer B with priority, the other sprites, A, B"
    elif sprites:
        pick = "if (s & 0x7F) out.push_back(s & 0x7F);\n  else if (a & 0x7F && a & 0x80) out.push_back(a & 0x7F);\n  else if (b & 0x7F && b & 0x80) out.push_back(b & 0x7F);\n  else if (a & 0x7F) out.push_back(a & 0x7F);\n  else out.push_back(b & 0x7F ? b & 0x7F : backdrop);"
        told = "sprites (whatever their bit 7), layer A with priority, layer B with priority, A, B"
    else:
        pick = "if (a & 0x7F && a & 0x80) out.push_back(a & 0x7F);\n  else if (b & 0x7F && b & 0x80) out.push_back(b & 0x7F);\n  else if (s & 0x7F) out.push_back(s & 0x7F);\n  else if (a & 0x7F) out.push_back(a & 0x7F);\n  else out.push_back(b & 0x7F ? b & 0x7F : backdrop);"
        told = "layer A with priority, layer B with priority, sprites (whatever their bit 7), A, B"
    if not back:
        pick = pick.replace(" ? b & 0x7F : backdrop", "")
    body = f"std::vector<uint8_t> out;\nfor (size_t i = 0; i < layerA.size(); ++i) {{\n  uint8_t a = layerA[i], b = layerB[i], s = sprites[i];\n  {pick}\n}}\nreturn out;"

    def oracle(one: list[int], two: list[int], three: list[int], backdrop: int = 0) -> list[int]:
        out = []
        for a, b, s in zip(one, two, three, strict=True):
            pixels = {"A": a, "B": b, "S": s}
            seen = backdrop
            for place in reversed(order.split()):
                pixel = pixels[place[0]]
                fits = len(place) == 1 or (pixel > 127) == (place[1] in "31")
                if fits and pixel % 128:
                    seen = pixel % 128
            out.append(seen)
        return out

    def given(r: random.Random) -> list[object]:
        count = r.randrange(0, 8)
        layers: list[object] = [
            [r.choice((0, 0x80, 5, 0x85, 0x7F, r.randrange(256))) for _ in range(count)] for _ in range(3)
        ]
        return [*layers, *([r.choice((0, 9))] if back else [])]

    behind = "`backdrop`" if back else "0"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} layerA, {BYTES} layerB, {BYTES} sprites{', uint8_t backdrop' if back else ''})",
        body,
        oracle,
        given,
        (
            f"Composite three pixel layers (bits 0-6 color, 0 = transparent; bit 7 priority), front to back: {told}; nothing there: {behind}. Output colors only.",
            f"Write a function that computes the visible picture from two backgrounds and a sprite layer of the same size. Each pixel is a byte: bits 0-6 are the color (0 is transparent), bit 7 is the priority. From front to back: {told}. The first one that is not transparent is seen, and {behind} if all are. Return the colors without the priority bit.",
            f"How do I emulate layer priorities for a screenshot? Order from the front: {told}. Pixels have priority in bit 7 and a 7-bit color with 0 for see-through; the background color is {behind}.",
            f"first non-transparent of: {told}; else {behind}; color = p & $7F, priority = p >> 7",
            f"My renderer draws BG A, BG B and the sprites into separate buffers, with the priority bit on top (bit 7) of the color. Merge them: in front comes {told.partition(',')[0]}, then {told.partition(', ')[2]}; where nothing was drawn, {behind}.",
        ),
    )


def dither_levels(rng: random.Random) -> Made:
    matrix = rng.choice(((0, 2, 3, 1), (0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5)))
    side = 2 if len(matrix) == 4 else 4
    levels = side * side
    dark, light = rng.sample(range(1, 16), 2)
    body = cpp(
        """
        static const int matrix[@count] = {@values};
        for (size_t i = 0; i < image.size(); ++i) {
          int x = i % width, y = i / width;
          image[i] = image[i] > matrix[y % @n * @n + x % @n] ? @light : @dark;
        }
        """,
        count=levels,
        values=", ".join(map(str, matrix)),
        n=side,
        light=light,
        dark=dark,
    )

    def oracle(image: list[int], width: int) -> None:
        grid = _rows(list(matrix), side)
        for i, level in enumerate(image):
            y, x = divmod(i, width)
            image[i] = dark if level <= grid[y % side][x % side] else light

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 7)
        return [[r.choice((0, levels, r.randrange(levels + 1))) for _ in range(width * r.randrange(1, 6))], width]

    table = "; ".join(" ".join(map(str, matrix[i : i + side])) for i in range(0, levels, side))
    return Made(
        f"void @f({BUFFER} image, int width)",
        body,
        oracle,
        given,
        (
            f"Ordered dither to two colors: brightness 0-{levels} a pixel (rows of `width`) becomes {light} where it is greater than the {side}x{side} matrix [{table}] at (y mod {side}, x mod {side}), else {dark}. In place.",
            f"Write a function that dithers a gray picture to the palette entries {dark} (dark) and {light} (light). `image` has a brightness from 0 to {levels} for each pixel, in rows of `width`. The matrix, row by row, is {table}; it repeats over the picture from the upper left corner. A pixel becomes {light} if its brightness is greater than the matrix value at its place, otherwise {dark}.",
            f"How do I fake shades with two palette colors? Threshold matrix ({side}x{side}, rows): {table}. Brightness > threshold: color {light}, else {dark}; 0 is never light, {levels} always.",
            f"p = p > M[y % {side}][x % {side}] ? {light} : {dark}, M = [{table}]",
            f"For an old-school fade I render gray levels (0 to {levels}) as a pattern of colors {dark} and {light}: compare with the repeated matrix {table} (rows separated by semicolons); greater means light. Overwrite the levels.",
        ),
    )


def sprite_spans(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    if not back:
        body = cpp(
            """
            std::vector<uint8_t> out;
            for (size_t top = 0; top < image.size(); top += width) {
              for (int x = 0; x < width;) {
                int start = x;
                while (x < width && image[top + x] == 0) ++x;
                if (x == width) break;
                int first = x;
                while (x < width && image[top + x] != 0) ++x;
                out.push_back(first - start);
                out.push_back(x - first);
                out.insert(out.end(), image.begin() + top + first, image.begin() + top + x);
              }
              out.push_back(0xFF);
            }
            return out;
            """
        )

        def oracle(image: list[int], width: int) -> list[int]:
            out: list[int] = []
            for row in _rows(image, width):
                rest = row
                while any(rest):
                    skip = next(i for i, pixel in enumerate(rest) if pixel)
                    size = ([*rest[skip:], 0]).index(0)
                    out += [skip, size, *rest[skip : skip + size]]
                    rest = rest[skip + size :]
                out.append(255)
            return out

        return Made(
            f"std::vector<uint8_t> @f({BYTES} image, int width)",
            body,
            oracle,
            lambda r: [_image(r, w := r.randrange(1, 9), r.randrange(1, 4)), w],
            (
                "Encode a sprite by spans: per row {transparent pixels to skip, number of opaque ones, their colors}*, then 0xFF. Color 0 is transparent; rows of `width` (< 255).",
                "Write a function that packs a picture with many transparent pixels (color 0). For each row, from the left: the number of transparent pixels before the next opaque run, the length of that run and its colors, until no opaque pixel is left; then a byte 0xFF. Rows have `width` pixels, fewer than 255, and are complete.",
                "How do I store a big software sprite compactly? Each row is a list of spans (skip, count, pixels...) closed by 0xFF; transparent pixels at the row's end are not stored. Skip counts from the end of the span before.",
                "row -> {skip, n, p1 ... pn}*, $FF; runs of nonzero pixels, maximal",
                "My FX chip code draws only opaque runs. Convert an indexed image (0 = nothing) to its format: a row consists of skip, length and pixels for each run, and $FF ends every row, also an empty one.",
            ),
        )
    body = cpp(
        """
        std::vector<uint8_t> image;
        std::vector<uint8_t> row(width);
        int x = 0;
        for (size_t at = 0; at < data.size();) {
          if (data[at] == 0xFF) {
            image.insert(image.end(), row.begin(), row.end());
            std::fill(row.begin(), row.end(), 0);
            x = 0;
            ++at;
            continue;
          }
          x += data[at];
          int count = data[at + 1];
          for (int i = 0; i < count; ++i) {
            if (x < width) row[x] = data[at + 2 + i];
            ++x;
          }
          at += 2 + count;
        }
        return image;
        """
    )

    def decode(data: list[int], width: int) -> list[int]:
        image: list[int] = []
        row: list[int] = []
        rest = list(data)
        while rest:
            if rest[0] == 255:
                image += (row + [0] * width)[:width]
                row, rest = [], rest[1:]
            else:
                skip, count = rest[:2]
                row += [0] * skip + rest[2 : 2 + count]
                rest = rest[2 + count :]
        return image

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.randrange(0, 4)):
            for _ in range(r.randrange(0, 3)):
                count = r.randrange(1, 5)
                out += [r.randrange(4), count, *(r.randrange(1, 256) for _ in range(count))]
            out.append(255)
        return [out, r.randrange(1, 12)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, int width)",
        body,
        decode,
        given,
        (
            "Decode a span sprite: {skip, count, count pixels}* and 0xFF for each row; the rest of a row of `width` pixels is 0; what exceeds it is dropped.",
            "Write a function that unpacks a picture stored by rows of spans. A span is a number of transparent pixels (0) to skip, a count and that many pixels; 0xFF in place of a skip ends the row. Rows are filled with 0 to `width` pixels; pixels beyond that are dropped. The data consist of complete rows.",
            "How do I view software sprites saved as (skip, length, pixels) lists? $FF closes every row. Result: rows of `width` bytes, 0 where nothing is drawn, clipped on the right.",
            "row = {skip, n, p1 ... pn}*, $FF -> `width` pixels, zeros between and behind, surplus cut",
            "The cutscenes of this game store pictures as opaque runs: gap, length, colors, and $FF at the end of each line. Rebuild the bitmap with `width` pixels a line (transparent: 0; too long lines are cut).",
        ),
    )


def assign_palettes(rng: random.Random) -> Made:
    side = 8
    what = rng.choice(("each", "failing"))
    act = {"each": "result.push_back(found);", "failing": "if (found < 0) ++result;"}[what]
    body = cpp(
        """
        @head
        int height = image.size() / width;
        for (int top = 0; top < height; top += 8)
          for (int left = 0; left < width; left += 8) {
            int used = 0, found = -1;
            for (int y = 0; y < 8; ++y)
              for (int x = 0; x < 8; ++x) used |= 1 << image[(top + y) * width + left + x];
            for (size_t p = 0; p < palettes.size() && found < 0; ++p)
              if ((used & ~@set) == 0) found = p;
            @act
          }
        return result;
        """,
        head="std::vector<int> result;" if what == "each" else "int result = 0;",
        set="palettes[p]" if not (zero := rng.random() < 0.5) else "(palettes[p] | 1)",
        act=act,
    )

    def oracle(image: list[int], width: int, palettes: list[int]) -> object:
        rows = _rows(image, width)
        sets = [{c for c in range(16) if palette >> c & 1} | ({0} if zero else set()) for palette in palettes]
        out = []
        for y in range(0, len(rows), side):
            for x in range(0, width, side):
                used = {pixel for row in rows[y : y + side] for pixel in row[x : x + side]}
                out.append(next((i for i, one in enumerate(sets) if used <= one), -1))
        return out if what == "each" else out.count(-1)

    def given(r: random.Random) -> list[object]:
        palettes = [r.choice((0xFFFF, 0x0007, 0x0039, 0x0F01, r.getrandbits(16))) for _ in range(r.randrange(0, 4))]
        across, down = r.randrange(1, 3), r.randrange(1, 3)
        cells = [
            [
                r.sample(range(12), 2) + [0, 1][: r.randrange(3)] if r.random() < 0.5 else [0, 1, 2]
                for _ in range(across)
            ]
            for _ in range(down)
        ]
        image = [r.choice(cells[y // 8][x // 8]) for y in range(8 * down) for x in range(8 * across)]
        return [image, 8 * across, palettes]

    free = " Color 0 (transparent) is allowed in every palette." if zero else ""
    wanted = (
        "for each tile the number of the first palette that has all its colors, -1 if none has"
        if what == "each"
        else "how many tiles fit none of the palettes"
    )
    return Made(
        f"{'std::vector<int>' if what == 'each' else 'int'} @f({BYTES} image, int width, {WORDS} palettes)",
        body,
        oracle,
        given,
        (
            f"Image of colors 0-15 in 8x8 tiles (reading order); palettes[p] is a bit set of the colors it offers. Return {wanted}.{free}",
            f"Write a function that assigns palettes to the tiles of a picture. It has one byte a pixel with colors from 0 to 15, rows of `width` pixels, and both sides are multiples of 8. Bit c of palettes[p] says that palette p contains color c. Return {wanted}; tiles go from left to right and top to bottom.{free}",
            f"How do I check that each 8x8 tile gets along with one palette? Colors are 0 to 15, palettes 16-bit masks. I need {wanted}.{free}",
            f"used = set of a tile's pixels; fits p: used subset of palettes[p]{' + {0}' if zero else ''}; {wanted}",
            f"An artist's picture has more colors than one palette line, but no tile should mix lines. Given the color sets of the lines as bit masks, tell me {wanted}.{free}",
        ),
    )


def split_at_gaps(rng: random.Random) -> Made:
    least = rng.choice((1, 1, 2))
    body = (
        cpp(
            """
        std::vector<int> parts;
        int height = image.size() / width, start = -1, empty = 0;
        for (int x = 0; x <= width + @last; ++x) {
          bool ink = false;
          for (int y = 0; y < height && x < width; ++y)
            if (image[y * width + x]) ink = true;
          if (ink) {
            if (start < 0) start = x;
            empty = 0;
          } else if (start >= 0 && ++empty == @least) {
            parts.push_back(start);
            parts.push_back(x - @back - start);
            start = -1;
          }
        }
        return parts;
        """,
            last=least - 1,
            least=least,
            back=least - 1,
        )
        .replace("width + 0;", "width;")
        .replace("x - 0 - start", "x - start")
    )

    def oracle(image: list[int], width: int) -> list[int]:
        columns = list(zip(*_rows(image, width), strict=True))
        full = [x for x, column in enumerate(columns) if any(column)]
        out: list[int] = []
        for x in full:
            if out and x - (out[-2] + out[-1]) < least:
                out[-1] = x - out[-2] + 1
            else:
                out += [x, 1]
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 16), r.randrange(1, 4)
        live = [r.random() < 0.55 for _ in range(width)]
        return [[r.choice((0, 1, 2)) if live[i % width] else 0 for i in range(width * height)], width]

    gap = "an empty column" if least == 1 else f"{least} or more empty columns next to each other"
    return Made(
        f"std::vector<int> @f({BYTES} image, int width)",
        body,
        oracle,
        given,
        (
            f"Find the sprites of a strip, separated by {gap} (all pixels 0): flat list of start column and width of each, from the left.",
            f"Write a function that cuts a strip of figures apart. The picture has one byte a pixel and rows of `width`; 0 is the background. Figures are separated by {gap}. Return for each figure its first column and its width up to its last column that is not empty, one after the other.",
            f"How do I split a sprite rip or a font strip automatically? A cut is {gap}; give me x, width, x, width ... of the parts; margins at both ends don't matter.",
            f"maximal column ranges without {gap}: start, width, ...; empty = all 0",
            f"A ripped sheet has its frames side by side with irregular distances. The parts between gaps ({gap}) are frames: where do they begin, and how wide are they? No figure: an empty list.",
        ),
    )


def light_map(rng: random.Random) -> Made:
    steps = rng.choice((4, 8))
    colors = rng.choice((16, 8))
    skip = rng.random() < 0.6
    body = cpp(
        """
        for (size_t i = 0; i < std::min(image.size(), light.size()); ++i) {
          int level = std::min<int>(light[i], @most);
          @change
        }
        """,
        most=steps - 1,
        change=f"{'if (image[i] != 0) ' if skip else ''}image[i] = ramps[level * {colors} + image[i] % {colors}];",
    )

    def oracle(image: list[int], light: list[int], ramps: list[int]) -> None:
        lines = _rows(ramps, colors)
        for i, (pixel, level) in enumerate(zip(list(image), light, strict=False)):
            if pixel or not skip:
                image[i] = lines[sorted((level, steps - 1))[0]][pixel % colors]

    zero = " Pixels of value 0 stay 0." if skip else ""
    return Made(
        f"void @f({BUFFER} image, {BYTES} light, {BYTES} ramps)",
        body,
        oracle,
        lambda r: [
            [r.choice((0, 1, colors, r.randrange(256))) for _ in range(r.randrange(1, 9))],
            [r.choice((0, steps - 1, steps, r.randrange(256), r.randrange(steps))) for _ in range(r.randrange(0, 9))],
            r.randbytes(steps * colors),
        ],
        (
            f"Shade an indexed image: pixel p at light level l (0-{steps - 1}, higher counts as {steps - 1}) becomes ramps[l * {colors} + p mod {colors}].{zero} Pixels without a light value stay.",
            f"Write a function that lights a picture of palette indexes in place. `light` has a level for every pixel, at most {steps - 1} (larger values mean {steps - 1}). `ramps` has {steps} lines of {colors} entries, which give the new pixel for each color number, the pixel's lower {colors.bit_length() - 1} bits, at that level.{zero} Where `light` is shorter than the picture, the rest stays as it is.",
            f"How do I do per-pixel light with color ramps? Table: {colors} entries a level, {steps} levels (brighter ones are clamped); index = color mod {colors}.{zero} As many pixels as both vectors have.",
            f"p = ramps[min(l, {steps - 1}) * {colors} + p % {colors}]{' if p != 0' if skip else ''}, i < min(sizes)",
            f"A torch casts light: for each pixel there's a brightness, and per brightness a line of {colors} replacement colors (levels beyond {steps - 1} use the last line).{zero} Apply it to the image; missing brightness values leave the pixel.",
        ),
    )


def balance_point(rng: random.Random) -> Made:
    what = rng.choice(("center", "feet"))
    if what == "center":
        body = "int sumX = 0, sumY = 0, count = 0;\nfor (int i = 0; i < static_cast<int>(image.size()); ++i) {\n  if (image[i] == 0) continue;\n  sumX += i % width;\n  sumY += i / width;\n  ++count;\n}\nif (count == 0) return {-1, -1};\nreturn {sumX / count, sumY / count};"
        wanted = "the mean x and the mean y of all opaque pixels, each rounded down"
    else:
        body = "int row = -1, left = 0, right = 0;\nfor (int i = 0; i < static_cast<int>(image.size()); ++i) {\n  if (image[i] == 0) continue;\n  if (i / width != row) left = i % width;\n  row = i / width;\n  right = i % width;\n}\nif (row < 0) return {-1, -1};\nreturn {(left + right) / 2, row};"
        wanted = "the point on which the figure stands: y is its lowest row with an opaque pixel, x the middle between the leftmost and the rightmost opaque pixel of that row, rounded down"

    def oracle(image: list[int], width: int) -> list[int]:
        spots = [divmod(i, width) for i, pixel in enumerate(image) if pixel]
        if not spots:
            return [-1, -1]
        if what == "center":
            return [sum(x for _, x in spots) // len(spots), sum(y for y, _ in spots) // len(spots)]
        low = max(y for y, _ in spots)
        line = [x for y, x in spots if y == low]
        return [(min(line) + max(line)) // 2, low]

    return Made(
        f"std::array<int, 2> @f({BYTES} image, int width)",
        body,
        oracle,
        lambda r: [_image(r, w := r.randrange(1, 8), r.randrange(1, 7), r.choice((1, 3, 3, 3))), w],
        (
            f"Sprite image (0 = transparent, rows of `width`): {{x, y}} of {wanted}; {{-1, -1}} if nothing is opaque.",
            f"Write a function that determines an anchor of a sprite. The picture has a byte a pixel in whole rows of `width`; 0 is transparent. Return {{x, y}}: {wanted}. A picture without opaque pixels gives {{-1, -1}}.",
            f"How do I align the frames of an animation automatically? For each frame I want {wanted}, as {{x, y}} from the upper left corner; empty frame: {{-1, -1}}.",
            f"{{x, y}} = {wanted}; opaque = not 0; none: {{-1, -1}}",
            f"The imported frames jump around, since nobody set their origins. Compute one from the pixels, namely {wanted}. No pixels: both are -1.",
        ),
    )


def interlace_rows(rng: random.Random) -> Made:
    what = rng.choice(("split", "join", "strips"))
    if what == "split":
        first = rng.choice((0, 1))
        body = f"std::vector<uint8_t> out;\nsize_t height = image.size() / width;\nfor (size_t part = 0; part < 2; ++part)\n  for (size_t y = {'part' if first == 0 else '1 - part'}; y < height; y += 2) out.insert(out.end(), image.begin() + y * width, image.begin() + (y + 1) * width);\nreturn out;"

        def split(image: list[int], width: int) -> list[int]:
            rows = _rows(image, width)
            return [pixel for row in rows[first::2] + rows[1 - first :: 2] for pixel in row]

        halves = (
            "the even rows (0, 2, 4 ...), then the odd ones"
            if first == 0
            else "the odd rows (1, 3, 5 ...), then the even ones"
        )
        return Made(
            f"std::vector<uint8_t> @f({BYTES} image, size_t width)",
            body,
            split,
            lambda r: [r.randbytes((w := r.randrange(1, 5)) * r.randrange(1, 7)), w],
            (
                f"Split an image into its two fields: first {halves} (rows of `width` bytes, whole).",
                f"Write a function that sorts the rows of a picture for an interlaced mode: {halves}, each with its `width` bytes. The picture has only complete rows.",
                f"How do I separate even and odd lines? Output: {halves}.",
                f"out = {halves}, `width` bytes a row",
                f"My title screen runs in interlace, so its two fields are stored one after the other: {halves}. A row has `width` pixels, one byte each.",
            ),
        )
    if what == "join":
        body = "std::vector<uint8_t> out;\nfor (size_t at = 0; at < std::max(even.size(), odd.size()); at += width) {\n  if (at + width <= even.size()) out.insert(out.end(), even.begin() + at, even.begin() + at + width);\n  if (at + width <= odd.size()) out.insert(out.end(), odd.begin() + at, odd.begin() + at + width);\n}\nreturn out;"

        def join(even: list[int], odd: list[int], width: int) -> list[int]:
            a, b = _rows(even, width), _rows(odd, width)
            out: list[int] = []
            for i in range(max(len(a), len(b))):
                out += [pixel for side in (a, b) for row in side[i : i + 1] for pixel in row]
            return out

        return Made(
            f"std::vector<uint8_t> @f({BYTES} even, {BYTES} odd, size_t width)",
            body,
            join,
            lambda r: [
                r.randbytes((w := r.randrange(1, 5)) * r.randrange(0, 4)),
                r.randbytes(w * r.randrange(0, 4)),
                w,
            ],
            (
                "Interleave two fields of rows (`width` bytes each): a row of `even`, a row of `odd` and so on; when one has no more, go on with the other.",
                "Write a function that joins two half pictures. Rows of `width` bytes alternate, `even` first; if one picture has more rows, its remaining ones follow at the end. Both have whole rows.",
                "How do I rebuild an interlaced screen? Even lines and odd lines come separately; weave them line by line, surplus lines last.",
                "out = even row 0, odd row 0, even row 1, odd row 1 ... (missing rows skipped)",
                "In the ROM the title picture is stored as its even lines and its odd lines. For the editor put them together again (line length `width`); one half may have more lines.",
            ),
        )
    strip = rng.choice((8, 16))
    body = f"std::vector<uint8_t> out;\nsize_t height = image.size() / width;\nfor (size_t left = 0; left + {strip} <= width; left += {strip})\n  for (size_t y = 0; y < height; ++y)\n    for (size_t x = 0; x < {strip}; ++x) out.push_back(image[y * width + left + x]);\nreturn out;"

    def strips(image: list[int], width: int) -> list[int]:
        rows = _rows(image, width)
        return [
            pixel
            for left in range(0, width // strip * strip, strip)
            for row in rows
            for pixel in row[left : left + strip]
        ]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} image, size_t width)",
        body,
        strips,
        lambda r: [r.randbytes((w := r.choice((strip, 2 * strip, 2 * strip + 3, 5))) * r.randrange(1, 4)), w],
        (
            f"Rearrange an image (rows of `width` bytes) into vertical strips {strip} pixels wide, left to right, each row by row; drop a narrower rest at the right.",
            f"Write a function that stores a picture by columns of {strip} pixels: first the leftmost {strip} pixels of all rows from top to bottom, then the next {strip}, and so on. Pixels at the right that do not fill a strip are left out.",
            f"How do I get column-major {strip}-pixel strips for a bitmap renderer? Source: whole rows of `width` bytes. Only complete strips.",
            f"out[s][y][x] = image[y][{strip} * s + x], s < width / {strip}",
            f"A 3D chip wants its frame buffer in strips of {strip} pixels. Convert a normal bitmap (row length `width`; what remains right of the last full strip is lost).",
        ),
    )


RECIPES = (
    cut_to_tiles,
    compact_colors,
    halve_image,
    mosaic,
    compose_layers,
    dither_levels,
    sprite_spans,
    assign_palettes,
    split_at_gaps,
    light_map,
    balance_point,
    interlace_rows,
)
