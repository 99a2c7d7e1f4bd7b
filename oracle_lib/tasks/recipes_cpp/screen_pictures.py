"""What tile words, tiles and palettes show together: pixels of a screen, blocks unpacked, palettes in use, sprite lines, CGRAM places."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import in_line, in_rows, some_pixels

SUBJECT = "screens"
VECTOR = "std::vector<uint8_t>"
WORD_FORM = "a word has the tile in bits 0-9, the palette in bits 10-12, the priority in bit 13, the horizontal flip in bit 14, the vertical flip in bit 15"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _parts(word: int) -> tuple[int, int, int, bool, bool]:
    """Tile, palette, priority, horizontal and vertical flip by the digits of a word."""
    digits = f"{word:016b}"
    return int(digits[6:], 2), int(digits[3:6], 2), int(digits[2]), digits[1] == "1", digits[0] == "1"


def _shown(tiles: list[int], word: int) -> list[list[int]]:
    """The rows of a decoded tile as the word shows it."""
    tile, _, _, across, down = _parts(word)
    rows = in_rows(tiles[64 * tile : 64 * tile + 64], 8)
    rows = [row[::-1] for row in rows] if across else rows
    return rows[::-1] if down else rows


def _word(r: random.Random, tiles: int) -> int:
    return r.randrange(tiles) | r.randrange(8) << 10 | r.choice((0, 0, 1, 2, 4, 6, 7)) << 13


def pixel_of_screen(rng: random.Random) -> Made:
    width, height = rng.choice(((4, 4), (2, 2), (4, 2)))
    empty = rng.choice((0, -1))
    plain = rng.random() < 0.4
    result = "pixel" if plain else "pixel + (word >> 10 & 7) * 16"
    body = cpp(
        """
        int px = (x + scrollX) & @mw, py = (y + scrollY) & @mh;
        int word = map[py / 8 * @w + px / 8];
        int u = px % 8, v = py % 8;
        if (word & 0x4000) u = 7 - u;
        if (word & 0x8000) v = 7 - v;
        int pixel = tiles[(word & 0x3FF) * 64 + v * 8 + u];
        return pixel == 0 ? @empty : @result;
        """,
        mw=f"0x{width * 8 - 1:X}",
        mh=f"0x{height * 8 - 1:X}",
        w=width,
        empty=empty,
        result=result,
    )

    def oracle(map_: list[int], tiles: list[int], scroll_x: int, scroll_y: int, x: int, y: int) -> int:
        row, v = divmod((y + scroll_y) % (8 * height), 8)
        column, u = divmod((x + scroll_x) % (8 * width), 8)
        word = map_[row * width + column]
        pixel = _shown(tiles, word)[v][u]
        return empty if not pixel else pixel if plain else pixel + 16 * _parts(word)[1]

    value = "its color number" if plain else "palette * 16 + color number"
    return Made(
        f"int @f({WORDS} map, {BYTES} tiles, int scrollX, int scrollY, int x, int y)",
        body,
        oracle,
        lambda r: [
            [_word(r, 2) for _ in range(width * height)],
            some_pixels(r, 128, 16, 0.2),
            r.choice((0, 3, 8, 255)),
            r.choice((0, 5, 16, 250)),
            r.randrange(64),
            r.randrange(64),
        ],
        (
            f"What does a background of {width}x{height} tile words show at screen pixel (x, y) with scrolling? Decoded tiles of 64 bytes, the map wraps; return {value}, {empty} for color 0.",
            f"Write a function that returns what a background shows at (`x`, `y`) of the screen. The map has {width} columns and {height} rows of words and repeats in both directions; its pixel at (x + scrollX, y + scrollY) is seen. {WORD_FORM[0].upper() + WORD_FORM[1:]}. Tile n are the 64 bytes (a byte a pixel, row by row) from n * 64 on. Return {value}, or {empty} if the color number is 0. All arguments are 0 or more and the tiles exist.",
            f"How do I read one pixel of a scrolled BG layer? {width}x{height} words vhopppcc cccccccc, wrap-around, tiles unpacked to 64 bytes, both flips; result: {value}, transparent -> {empty}; nothing is negative",
            f"Eyedropper on the screen preview: take scroll, tile word, flips and decoded tile into account and give me {value} for the pixel ({empty} where the tile is transparent). Map {width} by {height}, cyclic; {WORD_FORM}; no negative numbers.",
        ),
    )


def unpack_block_of_words(rng: random.Random) -> Made:
    side = rng.choice((2, 2, 3, 4))
    order = rng.choice(("rows", "columns")) if side == 2 else "rows"
    palette = rng.random() < 0.6
    cell = "y / 8 * @s + x / 8" if order == "rows" else "x / 8 * @s + y / 8"
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (int y = 0; y < @full; ++y)
          for (int x = 0; x < @full; ++x) {
            int word = words[@cell];
            int u = word & 0x4000 ? 7 - x % 8 : x % 8, v = word & 0x8000 ? 7 - y % 8 : y % 8;
            int pixel = tiles[(word & 0x3FF) * 64 + v * 8 + u];
            out.push_back(@value);
          }
        return out;
        """,
        full=side * 8,
        cell=cell.replace("@s", str(side)),
        value="pixel == 0 ? 0 : pixel + (word >> 10 & 7) * 16" if palette else "pixel",
    )

    def oracle(words: list[int], tiles: list[int]) -> list[int]:
        grid = in_rows(words, side)
        if order == "columns":
            grid = [list(c) for c in zip(*grid, strict=True)]
        out = []
        for line in grid:
            shown = [
                [[p + 16 * _parts(w)[1] if p and palette else p for p in row] for row in _shown(tiles, w)] for w in line
            ]
            for y in range(8):
                out += in_line([rows[y] for rows in shown])
        return out

    names = (
        "upper left, upper right, lower left, lower right"
        if order == "rows"
        else "upper left, lower left, upper right, lower right"
    )
    told = names if side == 2 else f"{side} rows of {side}"
    value = "0 for color 0, else color + 16 * palette" if palette else "the color number"
    return Made(
        f"{VECTOR} @f({WORDS} words, {BYTES} tiles)",
        body,
        oracle,
        lambda r: [[_word(r, 2) for _ in range(side * side)], some_pixels(r, 128, 16, 0.3)],
        (
            f"Render a {side * 8}x{side * 8} block of {side * side} tile words ({told}) from decoded 64-byte tiles; pixel = {value}; flips count.",
            f"Write a function that draws a block of tiles for a palette of blocks. `words` has {side * side} words ({told}); {WORD_FORM}. Tile n are 64 bytes from n * 64 on, a byte a pixel. Return the {side * 8}x{side * 8} pixels row by row, each {value}. All tiles exist; the priority doesn't matter.",
            f"How do I show a {side * 8} pixel metatile in an editor? words ({told}), vhopppcc cccccccc, tiles already unpacked (64 bytes each); output row-major, {value}",
            f"Block selector: for a block's {side * side} BG words ({told}) produce the picture, {side * 8} pixels a side, from tiles of 64 bytes, respecting both flips; a pixel is {value}.",
        ),
    )


def palettes_of_tile(rng: random.Random) -> Made:
    what = rng.choice(("mask", "conflicts", "first"))
    if what == "mask":
        body = "uint8_t used = 0;\nfor (uint16_t word : map)\n  if ((word & 0x3FF) == tile) used |= 1 << (word >> 10 & 7);\nreturn used;"
    elif what == "conflicts":
        body = "std::map<int, std::set<int>> used;\nfor (uint16_t word : map) used[word & 0x3FF].insert(word >> 10 & 7);\nstd::vector<int> tiles;\nfor (auto& [tile, lines] : used)\n  if (lines.size() > 1) tiles.push_back(tile);\nreturn tiles;"
    else:
        body = "std::vector<int> lines(count, -1);\nfor (uint16_t word : map) {\n  int tile = word & 0x3FF;\n  if (tile < count && lines[tile] < 0) lines[tile] = word >> 10 & 7;\n}\nreturn lines;"

    def oracle(map_: list[int], tile: int = 0) -> object:
        uses = [(_parts(word)[0], _parts(word)[1]) for word in map_]
        if what == "mask":
            return sum({2**p for t, p in uses if t == tile})
        if what == "conflicts":
            return [t for t in sorted({t for t, _ in uses}) if len({p for u, p in uses if u == t}) > 1]
        return [next((p for t, p in uses if t == n), -1) for n in range(tile)]

    def given(r: random.Random) -> list[object]:
        pool = r.sample(range(1024), 2) if what != "first" else [0, 1, 2, 5]
        words = [r.choice(pool) | r.randrange(8) << 10 | r.randrange(8) << 13 for _ in range(r.randrange(0, 9))]
        return [words, *([] if what == "conflicts" else [r.choice(pool) if what == "mask" else r.choice((0, 3, 6))])]

    result = {
        "mask": "a mask of the palettes with which tile `tile` occurs (bit p for palette p)",
        "conflicts": "the numbers, ascending, of all tiles that occur with more than one palette",
        "first": "for each tile 0 to count - 1 the palette of its first occurrence, -1 if it doesn't occur",
    }[what]
    extra = {"mask": ", uint16_t tile", "conflicts": "", "first": ", int count"}[what]
    return Made(
        f"{'uint8_t' if what == 'mask' else 'std::vector<int>'} @f({WORDS} map{extra})",
        body,
        oracle,
        given,
        (
            f"From SNES tilemap words: {result}.",
            f"Write a function that analyses the colors of a tilemap: return {result}. {WORD_FORM[0].upper() + WORD_FORM[1:]}.",
            f"How do I find out with which palettes tiles are used? words vhopppcc cccccccc; I need {result}",
            f"The tile viewer has to choose a palette for display. From the map's words (tile in the lower ten bits, palette in the three above) get {result}.",
        ),
    )


def tile_use_counts(rng: random.Random) -> Made:
    what = rng.choice(("counts", "top", "rare"))
    body = "std::vector<int> counts(tiles);\nfor (uint16_t word : map)\n  if ((word & 0x3FF) < tiles) ++counts[word & 0x3FF];\n"
    if what == "counts":
        body += "return counts;"
    elif what == "top":
        body += "std::vector<int> order(tiles);\nstd::iota(order.begin(), order.end(), 0);\nstd::stable_sort(order.begin(), order.end(), [&](int a, int b) { return counts[a] > counts[b]; });\nwhile (!order.empty() && counts[order.back()] == 0) order.pop_back();\nreturn order;"
    else:
        body += "std::vector<int> rare;\nfor (int t = 0; t < tiles; ++t)\n  if (counts[t] == 1) rare.push_back(std::find_if(map.begin(), map.end(), [&](uint16_t word) { return (word & 0x3FF) == t; }) - map.begin());\nreturn rare;"

    def oracle(map_: list[int], tiles: int) -> list[int]:
        numbers = [word % 1024 for word in map_]
        if what == "counts":
            return [numbers.count(t) for t in range(tiles)]
        used = [t for t in range(tiles) if t in numbers]
        if what == "top":
            return sorted(used, key=lambda t: (-numbers.count(t), t))
        return [numbers.index(t) for t in used if numbers.count(t) == 1]

    result = {
        "counts": "how often each of the tiles 0 to tiles - 1 occurs",
        "top": "the tiles below `tiles` that occur, the most frequent first, equally frequent ones ascending",
        "rare": "for every tile below `tiles` that occurs exactly once, in order of the tile numbers, the index of its word",
    }[what]
    return Made(
        f"std::vector<int> @f({WORDS} map, int tiles)",
        body,
        oracle,
        lambda r: [
            [r.randrange(6) | r.randrange(64) << 10 for _ in range(r.randrange(0, 12))],
            r.choice((0, 3, 5, 6, 8)),
        ],
        (
            f"Tilemap words (tile in bits 0-9): {result}.",
            f"Write a function that makes statistics of a tilemap. The tile number is in bits 0 to 9 of a word, other bits do not matter. Return {result}. Words with other tiles are ignored.",
            f"How do I count tile usage in a BG map? attributes ignored, numbers from `tiles` on skipped; output: {result}",
            f"To optimise a tileset I want to know {result}. The map is in SNES format (tile number in the lower ten bits).",
        ),
    )


def cgram_place(rng: random.Random) -> Made:
    sprites = rng.random() < 0.3
    if sprites:
        body = "if (color == 0) return -1;\nreturn 128 + (attributes >> 1 & 7) * 16 + color;"

        def of_sprite(attributes: int, color: int) -> int:
            line = int(f"{attributes:08b}"[4:7], 2)
            return -1 if not color else sum([128, 16 * line, color])

        return Made(
            "int @f(uint8_t attributes, int color)",
            body,
            of_sprite,
            lambda r: [r.randrange(256), r.choice((0, 1, 15, r.randrange(16)))],
            (
                "CGRAM index of a sprite pixel: attributes byte vhoopppN, color 0-15; -1 for color 0 (transparent).",
                "Write a function that returns which color of CGRAM (0 to 255) a sprite's pixel shows. The palette is in bits 1 to 3 of the OAM attributes; sprite palettes have 16 colors and begin at color 128. `color` is 0 to 15; 0 is transparent and gives -1.",
                "How do I look up an OBJ color? 128 + 16 * palette + color with the palette from bits 1-3 of the attribute byte, color 0 -> -1",
                "In the sprite preview a pixel of color 0 is see-through (-1), others take their color from the second half of CGRAM, 16 entries a palette; the palette number is ppp of the attribute byte vhoopppN.",
            ),
        )
    body = cpp(
        """
        if (color == 0) return -1;
        int line = word >> 10 & 7;
        if (bpp == 8) return color;
        if (bpp == 4) return line * 16 + color;
        return @offset + line * 4 + color;
        """,
        offset="(mode == 0 ? layer * 32 : 0)",
    )

    def oracle(word: int, color: int, bpp: int, mode: int, layer: int) -> int:
        line = _parts(word)[1]
        if not color:
            return -1
        start = {8: 0, 4: 16 * line, 2: 4 * line + (32 * layer if mode == 0 else 0)}[bpp]
        return start + color

    def given(r: random.Random) -> list[object]:
        bpp = r.choice((2, 2, 4, 8))
        return [
            r.getrandbits(16),
            r.choice((0, 1, 3, r.randrange(1 << bpp))) % (1 << bpp),
            bpp,
            0 if bpp == 2 and r.random() < 0.6 else r.choice((1, 3)),
            r.randrange(4 if bpp == 2 else 2),
        ]

    return Made(
        "int @f(uint16_t word, int color, int bpp, int mode, int layer)",
        body,
        oracle,
        given,
        (
            "CGRAM index of a background pixel: tile word, color, depth 2/4/8, BG mode, layer 0-3 (in mode 0 each layer has its own 32 colors); -1 for color 0.",
            "Write a function that returns which CGRAM entry a background pixel shows. Color 0 is transparent: -1. The palette number is in bits 10 to 12 of the tile word. With 8 bits a pixel the entry is the color itself; with 4, palette * 16 + color; with 2, palette * 4 + color, to which in mode 0 (and no other) layer * 32 is added. `layer` counts from 0, `color` fits the depth.",
            "How do I map BG pixels to CGRAM for 2, 4 and 8 bpp? palette from ppp of the word; 2bpp: 4 * p + c (+ 32 * layer in mode 0), 4bpp: 16 * p + c, 8bpp: c; c == 0 -> -1; layer 0-3",
            "My PPU preview needs the color number of a layer's pixel: depth 8 uses the whole CGRAM and no palette, depth 4 has palettes of 16, depth 2 palettes of 4; only in mode 0 the four layers (0 to 3) start 32 entries apart. Pixels of color 0 give -1.",
        ),
    )


def sprite_line(rng: random.Random) -> Made:
    first = rng.random() < 0.7
    body = cpp(
        """
        std::vector<uint8_t> line(width);
        for (size_t i = 0; i + 4 <= sprites.size(); i += 4) {
          int x = sprites[i], y = sprites[i + 1], tile = sprites[i + 2], attributes = sprites[i + 3];
          int row = (scanline - y) & 0xFF;
          if (row >= 8) continue;
          if (attributes & 0x80) row = 7 - row;
          for (int u = 0; u < 8 && x + u < width; ++u) {
            uint8_t pixel = tiles[tile * 64 + row * 8 + (attributes & 0x40 ? 7 - u : u)];
            if (pixel != 0@free) line[x + u] = pixel;
          }
        }
        return line;
        """,
        free=" && line[x + u] == 0" if first else "",
    )

    def oracle(sprites: list[int], tiles: list[int], scanline: int, width: int) -> list[int]:
        line = [0] * width
        listed = [one for one in in_rows(sprites, 4) if len(one) == 4]
        for x, y, tile, attributes in listed[::-1] if first else listed:
            rows = {(y + k) % 256: row for k, row in enumerate(_shown(tiles, tile | (attributes & 0xC0) << 8))}
            for u, pixel in enumerate(rows.get(scanline, [])):
                if pixel and x + u < width:
                    line[x + u] = pixel
        return line

    def given(r: random.Random) -> list[object]:
        scan = r.choice((0, 3, 100))
        sprites = [
            v
            for _ in range(r.randrange(0, 5))
            for v in (
                r.randrange(18),
                (scan - r.randrange(-1, 9)) % 256,
                r.randrange(2),
                r.choice((0, 0x40, 0x80, 0xC0)),
            )
        ]
        return [sprites, some_pixels(r, 128, 16, 0.3), scan, r.choice((16, 20, 8))]

    order = "earlier sprites are in front" if first else "later sprites are in front"
    return Made(
        f"{VECTOR} @f({BYTES} sprites, {BYTES} tiles, int scanline, int width)",
        body,
        oracle,
        given,
        (
            f"One scanline of 8x8 sprites (x, y, tile, attributes) into `width` pixels of 0: decoded 64-byte tiles, flips (bits 6, 7), 0 transparent, {order}; y wraps at 256.",
            f"Write a function that renders the sprites of one line. Each has four bytes x, y, tile, attributes and is 8x8; it covers the lines y to y + 7 modulo 256. Bit 6 of the attributes flips it left-right, bit 7 top-bottom. Tile n are the 64 bytes from n * 64 on, a byte a pixel. The line has `width` pixels, at first 0; pixels that aren't 0 are put at x, x + 1 ... inside the line; {order}. Tiles exist.",
            f"How do I draw a sprite line buffer? 4 bytes a sprite, rows (scanline - y) & 255 below 8, flips, clip at width, {order}, color 0 = nothing",
            f"Sprite layer of my preview, line by line: for line `scanline` (0-255) collect all 8x8 sprites on it into a row of `width` color numbers, 0 where none is; {order}. Tiles are unpacked (64 bytes), y coordinates wrap around at the bottom, x doesn't.",
        ),
    )


def nes_attribute(rng: random.Random) -> Made:
    put = rng.random() < 0.4
    place = "y / 4 * 8 + x / 4"
    shift = "(y & 2) * 2 + (x & 2)"
    if put:
        body = f"uint8_t& byte = attributes[{place}];\nint shift = {shift};\nbyte = (byte & ~(3 << shift)) | palette << shift;"
    else:
        body = f"return attributes[{place}] >> ({shift}) & 3;"

    def quarter(x: int, y: int) -> tuple[int, int]:
        return (y // 4) * 8 + x // 4, (y // 2 % 2) * 2 + x // 2 % 2

    def get(attributes: list[int], x: int, y: int) -> int:
        at, part = quarter(x, y)
        return int(f"{attributes[at]:08b}"[6 - 2 * part : 8 - 2 * part], 2)

    def store(attributes: list[int], x: int, y: int, palette: int) -> None:
        at, part = quarter(x, y)
        attributes[at] += (palette - get(attributes, x, y)) * 4**part

    form = "a table of 64 bytes, 8 a row, each for 4x4 tiles; bits 0-1 are the palette of its upper left 2x2 tiles, bits 2-3 upper right, 4-5 lower left, 6-7 lower right"
    task = (
        "set the palette of the 2x2 tiles around tile (x, y) to `palette` (0-3)"
        if put
        else "the palette (0-3) of tile (x, y)"
    )
    return Made(
        f"void @f({BUFFER} attributes, int x, int y, uint8_t palette)"
        if put
        else f"int @f({BYTES} attributes, int x, int y)",
        body,
        store if put else get,
        lambda r: [r.randbytes(64), r.randrange(32), r.randrange(30), *((r.randrange(4),) if put else ())],
        (
            f"NES attribute table (64 bytes): {task}; x 0-31, y 0-29 in tiles.",
            f"Write a function for importing NES screens: {task[0].lower() + task[1:]}. The attributes are {form}. x is 0 to 31, y 0 to 29.".replace(
                ": the palette", ": return the palette"
            ),
            f"How do I {'change' if put else 'read'} a color attribute of an NES name table? {form}; tile coordinates; {task}",
            f"My port of an 8-bit game works with palettes for 2x2 tiles: {form}. For the tile at column x, row y (32 by 30), {task.replace('the palette (0-3) of tile (x, y)', 'give me its palette')}.".replace(
                "tiles around tile (x, y)", "group that it belongs to"
            ),
        ),
    )


def big_background_tile(rng: random.Random) -> Made:
    body = cpp(
        """
        int right = (x >> 3 & 1) ^ (word >> 14 & 1), below = (y >> 3 & 1) ^ (word >> 15 & 1);
        int tile = (word & 0x3FF) + right + below * 16 & 0x3FF;
        return @result;
        """,
        result="tile" if (only := rng.random() < 0.4) else "tile | (word & 0xFC00)",
    ).replace("(word & 0x3FF) + right + below * 16 & 0x3FF", "((word & 0x3FF) + right + below * 16) & 0x3FF")

    def oracle(word: int, x: int, y: int) -> int:
        tile, _, _, across, down = _parts(word)
        square = [[tile, tile + 1], [tile + 16, tile + 17]]
        if across:
            square = [row[::-1] for row in square]
        if down:
            square = square[::-1]
        found = square[y // 8 % 2][x // 8 % 2] % 1024
        return found if only else found + word // 1024 * 1024

    result = "its tile number" if only else "its tile number combined with the word's other bits (10-15)"
    return Made(
        "uint16_t @f(uint16_t word, int x, int y)",
        body,
        oracle,
        lambda r: [r.choice((_word(r, 1024), _word(r, 1024), 0x3FF, 0x43FF, 0xC3F0)), r.randrange(64), r.randrange(64)],
        (
            f"BG with 16x16 tiles: which 8x8 tile is under pixel (x, y) (>= 0) of the cell with this word? Tiles n, n+1, n+16, n+17, mod 1024; flips turn the whole square. Return {result}.",
            f"Write a function for backgrounds in 16x16 mode. The cell of `word` consists of the tiles n (upper left), n + 1 (upper right), n + 16 (lower left), n + 17 (lower right), each modulo 1024; {WORD_FORM}. A flip mirrors the whole 16x16 square. Of the pixel at (`x`, `y`), counted from the map's corner (0 or more, cells lie at multiples of 16), find the 8x8 tile in the cell and return {result}.",
            f"How do I resolve large BG tiles? quarter from bits 3 of x and y, swapped by the flip bits, tile + 1 / + 16, 10-bit wrap; result: {result}; x, y >= 0",
            f"With 16x16 tiles switched on in BGMODE, a map word stands for four tiles (n, n+1, n+16, n+17 within 0-1023), arranged the other way round if flipped. Which one covers pixel (x, y) of the layer (non-negative)? Return {result}.",
        ),
    )


def priority_line(rng: random.Random) -> Made:
    sprite_rule = rng.choice((2, 3))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t i = 0; i < sprite.size(); ++i) {
          uint8_t front = high[i] ? back[i] : 0, behind = high[i] ? 0 : back[i];
          bool above = level[i] >= @rule;
          uint8_t first = above ? sprite[i] : front, second = above ? front : sprite[i];
          out.push_back(first != 0 ? first : second != 0 ? second : behind);
        }
        return out;
        """,
        rule=sprite_rule,
    )

    def oracle(sprite: list[int], level: list[int], back: list[int], high: list[int]) -> list[int]:
        out = []
        for s, lv, b, h in zip(sprite, level, back, high, strict=True):
            layers = [(2 if lv >= sprite_rule else 0.5, s), (1 if h else 0, b)]
            visible = [color for _, color in sorted(layers, reverse=True) if color]
            out.append(visible[0] if visible else 0)
        return out

    def given(r: random.Random) -> list[object]:
        n = r.randrange(0, 9)
        return [
            some_pixels(r, n, 16, 0.3),
            [r.randrange(4) for _ in range(n)],
            some_pixels(r, n, 16, 0.3),
            [r.randrange(2) for _ in range(n)],
        ]

    order = f"sprite with priority {sprite_rule}{' or 3' if sprite_rule == 2 else ''}, background with priority bit 1, sprite with lower priority, background with priority bit 0"
    return Made(
        f"{VECTOR} @f({BYTES} sprite, {BYTES} level, {BYTES} back, {BYTES} high)",
        body,
        oracle,
        given,
        (
            f"Merge a sprite line and a background line by priority, front to back: {order}; 0 = transparent, all four lists equally long.",
            f"Write a function that puts a line of sprites and a line of a background together. For each pixel `sprite` and `back` hold color numbers (0 is transparent), `level` the sprite's priority (0-3), `high` the background's priority bit (0 or 1). From front to back: {order}. The result is the frontmost color that isn't 0, or 0. All lists have the same length.",
            f"How do I do PPU priority for one layer and sprites? front to back: {order}; first non-zero color wins, else 0",
            f"Compositing step of my screen preview, pixel by pixel: {order}, whichever is first and not transparent (0). Both priorities come in lists as long as the pixels.",
        ),
    )


def recolor_words_in_area(rng: random.Random) -> Made:
    width = rng.choice((32, 16))
    only = rng.random() < 0.5
    priority = rng.random() < 0.3
    change = "(word & ~0x2000) | (on ? 0x2000 : 0)" if priority else "(word & 0xE3FF) | palette << 10"
    test = "(word & 0x3FF) != 0" if only else ""
    body = f"int count = 0;\nfor (int y = top; y < top + h; ++y)\n  for (int x = left; x < left + w; ++x) {{\n    uint16_t& word = map[y * {width} + x];\n    uint16_t changed = {change};\n    if ({test + ' && ' if test else ''}changed != word) ++count;\n    {'if (' + test + ') ' if test else ''}word = changed;\n  }}\nreturn count;"

    def oracle(map_: list[int], left: int, top: int, w: int, h: int, value: int) -> int:
        count = 0
        for i, word in enumerate(map_):
            if left <= i % width < left + w and top <= i // width < top + h and (word % 1024 or not only):
                digits = f"{word:016b}"
                new = (
                    digits[:2] + str(int(bool(value))) + digits[3:]
                    if priority
                    else digits[:3] + f"{value:03b}" + digits[6:]
                )
                count += new != digits
                map_[i] = int(new, 2)
        return count

    def given(r: random.Random) -> list[object]:
        height = r.choice((2, 4))
        w, h = r.randrange(0, 5), r.randrange(0, height + 1)
        words = [r.choice((0, 0x2400, _word(r, 1024))) for _ in range(width * height)]
        return [
            words,
            r.randrange(width - w + 1),
            r.randrange(height - h + 1),
            w,
            h,
            r.randrange(2) if priority else r.randrange(8),
        ]

    what = "priority bit (13) to `on`" if priority else "palette (bits 10-12) to `palette`"
    zero = " Cells with tile 0 are left alone." if only else ""
    return Made(
        f"int @f({WORD_BUFFER} map, int left, int top, int w, int h, {'bool on' if priority else 'uint16_t palette'})",
        body,
        oracle,
        given,
        (
            f"Set the {what} in a w x h area of a tilemap {width} words wide; return how many words changed.{zero} Inside the map.",
            f"Write a function that changes an attribute in a rectangle of a tilemap ({width} words a row): it sets the {what} in the `w` columns from `left` and the `h` rows from `top`, all within the map, and returns the number of words that became different.{zero}{'' if priority else ' `palette` is 0 to 7.'}",
            f"How do I set the {what} for a selection of BG cells without touching tile and flips? map width {width}, selection valid (maybe empty), result: number of really changed words.{zero}",
            f"Attribute brush: a box on the map ({width} columns) gets a new attribute, i.e. the {what}. For the status bar tell me how many words are different afterwards.{zero} The box lies on the map.",
        ),
    )


RECIPES = (
    pixel_of_screen,
    unpack_block_of_words,
    palettes_of_tile,
    tile_use_counts,
    cgram_place,
    sprite_line,
    nes_attribute,
    big_background_tile,
    priority_line,
    recolor_words_in_area,
)
