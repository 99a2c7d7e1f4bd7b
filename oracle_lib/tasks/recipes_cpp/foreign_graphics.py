"""Graphics of other machines for the SNES: home computers' characters, sprites and screens, handheld shades, 16-pixel planes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, rom
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes
from oracle_lib.tasks.kit.pictures import (
    FORMATS,
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


def _bits(byte: int) -> list[int]:
    return [int(bit) for bit in f"{byte:08b}"]


def _pairs(byte: int) -> list[int]:
    """The four 2-bit fields from the top."""
    text = f"{byte:08b}"
    return [int(text[at : at + 2], 2) for at in (0, 2, 4, 6)]


def multicolor_characters(rng: random.Random) -> Made:
    planar = rng.random() < 0.6
    if planar:
        body = cpp(
            """
            std::vector<uint8_t> tiles;
            for (uint8_t row : chars) {
              int low = 0, high = 0;
              for (int i = 0; i < 4; ++i) {
                int color = row >> (6 - 2 * i) & 3;
                if (color & 1) low |= 0xC0 >> 2 * i;
                if (color & 2) high |= 0xC0 >> 2 * i;
              }
              tiles.push_back(low);
              tiles.push_back(high);
            }
            return tiles;
            """
        )
    else:
        body = "std::vector<uint8_t> pixels;\nfor (uint8_t row : chars)\n  for (int i = 0; i < 8; ++i) pixels.push_back(colors[row >> (6 - i / 2 * 2) & 3]);\nreturn pixels;"

    def to_tiles(chars: list[int]) -> list[int]:
        out = []
        for byte in chars:
            wide = [c for c in _pairs(byte) for _ in (0, 1)]
            out += tile_bytes([wide], 2)
        return out

    def to_pixels(chars: list[int], colors: list[int]) -> list[int]:
        return [colors[c] for byte in chars for c in _pairs(byte) for _ in (0, 1)]

    result = (
        "SNES 2bpp tiles (16 bytes each, two bytes a row, plane 0 first)"
        if planar
        else "pixels, a byte each, row by row, through the table `colors` (4 entries)"
    )
    return Made(
        f"{VECTOR} @f({BYTES} chars{'' if planar else f', {BYTES} colors'})",
        body,
        to_tiles if planar else to_pixels,
        lambda r: [some_sheet(r, 8, 3), *(() if planar else ([r.randrange(16) for _ in range(4)],))],
        (
            f"C64 multicolor characters (8 bytes each, 4 double-wide 2-bit pixels a byte, left first) to {result}.",
            f"Write a function that converts multicolor characters of the C64. A character has 8 bytes, one a row; a byte holds four pixels of two bits, the leftmost in the highest bits, each two screen pixels wide. Convert all whole characters to 8x8 {result}.",
            f"How do I import C64 multicolor charsets? 2 bits a pixel, every pixel doubled horizontally -> {result}; whole characters only come in",
            f"Old charset, new game: each row byte consists of four 2-bit colors (top bits are left), shown two pixels wide. I need {result}, in the same order.",
        ),
    )


def home_computer_sprite(rng: random.Random) -> Made:
    machine = rng.choice(("C64", "MSX"))
    rows = 21 if machine == "C64" else 16
    width = 24 if machine == "C64" else 16
    trim = rng.random() < 0.4
    source = "sprite[y * 3 + x / 8]" if machine == "C64" else "sprite[x / 8 * 16 + y]"
    if trim:
        body = f"int left = {width}, right = -1;\nfor (int y = 0; y < {rows}; ++y)\n  for (int x = 0; x < {width}; ++x)\n    if ({source} >> (7 - x % 8) & 1) {{\n      left = std::min(left, x);\n      right = std::max(right, x);\n    }}\nreturn right < 0 ? std::array<int, 2>{{0, 0}} : std::array<int, 2>{{left, right - left + 1}};"
    else:
        body = f"std::vector<uint8_t> pixels;\nfor (int y = 0; y < {rows}; ++y)\n  for (int x = 0; x < {width}; ++x) pixels.push_back({source} >> (7 - x % 8) & 1 ? color : 0);\nreturn pixels;"

    def lines(sprite: list[int]) -> list[list[int]]:
        if machine == "C64":
            return [in_line([_bits(b) for b in row]) for row in in_rows(sprite, 3)][:rows]
        return [_bits(a) + _bits(b) for a, b in zip(sprite[:16], sprite[16:], strict=True)]

    def picture(sprite: list[int], color: int) -> list[int]:
        return [color * bit for bit in in_line(lines(sprite))]

    def extent(sprite: list[int]) -> list[int]:
        used = [x for x in range(width) if any(row[x] for row in lines(sprite))]
        return [used[0], used[-1] - used[0] + 1] if used else [0, 0]

    def given(r: random.Random) -> list[object]:
        size = 63 if machine == "C64" else 32
        mask = r.choice((0xFF, 0x3C, 0, 0x0F))
        data = bytes(b & mask for b in r.randbytes(size))
        if trim and r.random() < 0.5:
            data = bytes(b if (i % 3 == 1 if machine == "C64" else i < 16) else 0 for i, b in enumerate(data))
        return [data, *(() if trim else (r.choice((1, 7, 15)),))]

    form = (
        "63 bytes, three a row, 24x21 pixels"
        if machine == "C64"
        else "32 bytes for 16x16 pixels: the left half's 16 row bytes from top to bottom, then the right half's"
    )
    result = (
        "{first used column, number of columns from it to the last used one}, {0, 0} for an empty sprite"
        if trim
        else f"its {width * rows} pixels row by row, `color` for a set bit, else 0"
    )
    return Made(
        f"std::array<int, 2> @f({BYTES} sprite)" if trim else f"{VECTOR} @f({BYTES} sprite, uint8_t color)",
        body,
        extent if trim else picture,
        given,
        (
            f"{machine} {'' if machine == 'C64' else '16x16 '}hires sprite ({form}; bit 7 left): return {result}.",
            f"Write a function that reads a sprite of the {machine}: {form}, one bit a pixel, bit 7 of a byte is its leftmost pixel. Return {result}.",
            f"How do I {'measure' if trim else 'unpack'} a {machine} sprite? {form}, MSB left; I want {result}",
            f"For a remake I convert {machine} sprites ({form}, monochrome, highest bit on the left). The function returns {result}.",
        ),
    )


def spectrum_screen_line(rng: random.Random) -> Made:
    what = rng.choice(("offset", "rows", "colors"))
    place = "(y & 0xC0) << 5 | (y & 7) << 8 | (y & 0x38) << 2"
    if what == "offset":
        body = f"return ({place}) + x / 8;"
    elif what == "rows":
        body = f"std::vector<uint8_t> rows(8);\nfor (int i = 0; i < 8; ++i) {{\n  int y = row * 8 + i;\n  rows[i] = screen[({place}) + column];\n}}\nreturn rows;"
    else:
        body = "int attribute = screen[6144 + y / 8 * 32 + x / 8];\nint bright = attribute & 0x40 ? 8 : 0;\nreturn {(attribute & 7) + bright, (attribute >> 3 & 7) + bright};"

    def line(y: int) -> int:
        third, rest = divmod(y, 64)
        cell, inner = divmod(rest, 8)
        return 2048 * third + 256 * inner + 32 * cell

    def offset(x: int, y: int) -> int:
        return line(y) + x // 8

    def rows_of(screen: list[int], column: int, row: int) -> list[int]:
        return [screen[line(8 * row + i) + column] for i in range(8)]

    def colors(screen: list[int], x: int, y: int) -> list[int]:
        digits = f"{screen[6144 + 32 * (y // 8) + x // 8]:08b}"
        return [int(digits[1] + digits[5:], 2), int(digits[1] + digits[2:5], 2)]

    def given(r: random.Random) -> list[object]:
        x, y = r.choice((0, 255, r.randrange(256))), r.choice((0, 191, 63, 64, r.randrange(192)))
        if what == "offset":
            return [x, y]
        screen = rom(6912, seed=r.randrange(1, 1 << 30) | 1)
        return [screen, x // 8, y // 8] if what == "rows" else [screen, x, y]

    form = "line y (0-191) begins at byte ((y & 0xC0) << 5) + ((y & 7) << 8) + ((y & 0x38) << 2), 32 bytes a line, bit 7 left"
    attr = "from byte 6144 on there is an attribute for each 8x8 cell, 32 a row: bits 0-2 ink, bits 3-5 paper, bit 6 bright"
    result = {
        "offset": "the byte offset in the screen of pixel (x, y), x 0-255, y 0-191",
        "rows": "the 8 bytes of the 8x8 cell in column `column` (0-31) and row `row` (0-23), top row first",
        "colors": "{ink, paper} of the cell with pixel (x, y), 0-7, plus 8 for both if it is bright",
    }[what]
    told = attr if what == "colors" else form
    signature = {
        "offset": "int @f(int x, int y)",
        "rows": f"{VECTOR} @f({BYTES} screen, int column, int row)",
        "colors": f"std::array<int, 2> @f({BYTES} screen, int x, int y)",
    }[what]
    return Made(
        signature,
        body,
        offset if what == "offset" else rows_of if what == "rows" else colors,
        given,
        (
            f"ZX Spectrum screen: {result}.",
            f"Write a function for importing Spectrum screens (256x192 pixels). In such a screen {told}. Return {result}.",
            f"How do I get {result}, from a ZX Spectrum screen dump? {told}",
            f"Loading screens of the Spectrum have a strange layout: {told}. I need {result}.",
        ),
    )


def word_planes_to_tiles(rng: random.Random) -> Made:
    swapped = rng.random() < 0.4
    body = cpp(
        """
        std::vector<uint8_t> tiles;
        int height = data.size() / (width / 2);
        for (int top = 0; top + 8 <= height; top += 8)
          for (int column = 0; column < width / 8; ++column) {
            size_t at = tiles.size();
            tiles.resize(at + 32);
            for (int y = 0; y < 8; ++y)
              for (int p = 0; p < 4; ++p)
                tiles[at + p / 2 * 16 + y * 2 + p % 2] = data[(top + y) * width / 2 + column / 2 * 8 + p * 2 + @byte];
          }
        return tiles;
        """,
        byte="1 - column % 2" if swapped else "column % 2",
    )

    def oracle(data: list[int], width: int) -> list[int]:
        rows = []
        for line in [one for one in in_rows(data, width // 2) if len(one) == width // 2]:
            colors: list[int] = []
            for group in in_rows(line, 8):
                planes = [f"{b:08b}{a:08b}" if swapped else f"{a:08b}{b:08b}" for a, b in in_rows(group, 2)]
                colors += [int("".join(d[::-1]), 2) for d in zip(*planes, strict=True)]
            rows.append(colors)
        return [
            b
            for y in range(0, len(rows) // 8 * 8, 8)
            for x in range(0, width, 8)
            for b in tile_bytes([row[x : x + 8] for row in rows[y : y + 8]], 4)
        ]

    endian = "little-endian" if swapped else "big-endian"
    dump = "byte-swapped Atari ST dump" if swapped else "Atari ST low-res picture"
    first = "low" if swapped else "high"
    return Made(
        f"{VECTOR} @f({BYTES} data, int width)",
        body,
        oracle,
        lambda r: [r.randbytes((w := r.choice((16, 32))) // 2 * r.choice((8, 16, 10, 3)) + r.choice((0, 0, 5))), w],
        (
            f"{dump[0].upper() + dump[1:]} (16 pixels = 4 {endian} words, plane 0 first) to SNES 4bpp tiles in reading order; `width` is a multiple of 16, rows that fill no tile are dropped.",
            f"Write a function that converts a picture with 16 colors from the Atari ST. Each row is a sequence of groups of 16 pixels; a group has four {endian} words, one for each of the planes 0 to 3, bit 15 is the left pixel. `width` is a multiple of 16. Cut the picture into 8x8 tiles in reading order; {FORMATS[4]}. Incomplete rows, and rows at the bottom that make no whole tile, are left out.",
            f"How do I turn ST screen memory (word-interleaved planes) into SNES tiles? 4 words per 16 px, {endian}, p0..p3; output 32-byte tiles left to right, top to bottom; only full rows of tiles",
            f"A loader picture of the ST shall become a background: every 8 bytes are 16 pixels, as the words of plane 0, 1, 2, 3 ({first} byte first, a word's highest bit left). I want raw 4bpp tiles, reading order; the width is divisible by 16; what doesn't complete 8 rows is ignored.",
        ),
    )


def engine_sprite_to_tiles(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    tile = "tiles[(y / 8 * 2 + half) * 32 + p / 2 * 16 + y % 8 * 2 + p % 2]"
    word = "sprite[p * 32 + y * 2 + 1 - half]"
    target, source = (word, tile) if back else (tile, word)
    out = "sprite" if back else "tiles"
    body = f"std::vector<uint8_t> {out}(128);\nfor (int p = 0; p < 4; ++p)\n  for (int y = 0; y < 16; ++y)\n    for (int half = 0; half < 2; ++half) {target} = {source};\nreturn {out};"

    def forward(sprite: list[int]) -> list[int]:
        planes = []
        for plane in in_rows(sprite, 32):
            planes.append([_bits(high) + _bits(low) for low, high in in_rows(plane, 2)])
        rows = [[int("".join(str(plane[y][x]) for plane in planes[::-1]), 2) for x in range(16)] for y in range(16)]
        return [b for y in (0, 8) for x in (0, 8) for b in tile_bytes([row[x : x + 8] for row in rows[y : y + 8]], 4)]

    def backward(tiles: list[int]) -> list[int]:
        a, b, c, d = tiles_of(tiles, 4)
        rows = [x + y for x, y in zip(a + c, b + d, strict=True)]
        out_: list[int] = []
        for p in range(4):
            for row in rows:
                out_ += int("".join(f"{color:04b}"[3 - p] for color in row), 2).to_bytes(2, "little")
        return out_

    form = "128 bytes: for each of the planes 0 to 3 its 16 rows as little-endian words, bit 15 is the left pixel"
    order = "upper left, upper right, lower left, lower right"
    if back:
        asks = (
            f"Four SNES 4bpp tiles ({order}) to a 16x16 PC Engine sprite ({form}).",
            f"Write a function that converts a 16x16 sprite from SNES to PC Engine format. `tiles` are four raw 4bpp tiles ({order}): {FORMATS[4]}. The result has {form}.",
            f"How do I export a 16x16 SNES sprite to the PC Engine? in: tiles {order}, 32 bytes each; out: {form}",
            f"Cross-porting sprites: 128 bytes of SNES tiles ({order}) become the other console's format, {form}.",
        )
    else:
        asks = (
            f"16x16 PC Engine sprite ({form}) to four SNES 4bpp tiles: {order}.",
            f"Write a function that converts a 16x16 sprite of the PC Engine to SNES tiles. It has {form}. The result are four raw 4bpp tiles, {order}: {FORMATS[4]}.",
            f"How do I import a PC Engine sprite pattern? {form}; I need SNES tiles {order}, 32 bytes each",
            f"Ripped sprites come as {form}. Rearrange them to 4bpp tiles as VRAM wants them ({order}).",
        )
    return Made(
        f"{VECTOR} @f({BYTES} {'tiles' if back else 'sprite'})",
        body,
        backward if back else forward,
        lambda r: [r.randbytes(128)],
        asks,
    )


def handheld_shades(rng: random.Random) -> Made:
    four = rng.random() < 0.5
    size = 32 if four else 16
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; at + 16 <= tiles.size(); at += 16) {
          size_t base = out.size();
          out.resize(base + @size);
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = (tiles[at + y * 2] >> (7 - x) & 1) | (tiles[at + y * 2 + 1] >> (7 - x) & 1) << 1;
              int shade = bgp >> 2 * color & 3;
              out[base + y * 2] |= (shade & 1) << (7 - x);
              out[base + y * 2 + 1] |= (shade >> 1) << (7 - x);
            }
        }
        return out;
        """,
        size=size,
    )

    def oracle(tiles: list[int], bgp: int) -> list[int]:
        shades = _pairs(bgp)[::-1]
        out = []
        for tile in tiles_of(tiles, 2):
            out += tile_bytes([[shades[c] for c in row] for row in tile], 2) + [0] * (size - 16)
        return out

    result = "4bpp tiles (32 bytes, planes 2 and 3 empty)" if four else "2bpp tiles"
    return Made(
        f"{VECTOR} @f({BYTES} tiles, uint8_t bgp)",
        body,
        oracle,
        lambda r: [some_sheet(r, 16, 3) + bytes(r.choice((0, 0, 5))), r.choice((0xE4, 0x1B, 0xFC, r.randrange(256)))],
        (
            f"Game Boy tiles to SNES {result} with the BGP register applied: color c becomes bits 2c, 2c + 1 of `bgp`. Whole tiles only.",
            f"Write a function that converts Game Boy graphics so that they look right without its palette register. The tiles have 16 bytes (each row the byte of plane 0, then of plane 1, bit 7 left), as the SNES's 2bpp tiles. A pixel of color c gets the shade in bits 2c and 2c + 1 of `bgp`. Return SNES {result}; an incomplete tile is dropped.",
            f"How do I bake the BGP palette into Game Boy tiles for the SNES? shade = bgp >> 2c & 3, output {result}, partial tile ignored",
            f"The same Game Boy tiles are shown with different BGP values; I need each variant as SNES {result}: every color number is replaced by its shade from `bgp` (two bits a color, color 0 lowest). Leftover bytes don't count.",
        ),
    )


def interlaced_screen_lines(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> pixels;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            int at = y % 2 * bank + y / 2 * (width / @per) + x / @per;
            pixels.push_back(screen[at] >> (@top - x % @per * @bits) & @mask);
          }
        return pixels;
        """,
        per=(per := rng.choice((4, 8, 2))),
        bits=(bits := 8 // per),
        top=8 - bits,
        mask=(1 << bits) - 1,
    ).replace(" * 1)", ")")

    def oracle(screen: list[int], bank: int, width: int, height: int) -> list[int]:
        halves = [in_rows(screen[start:], width // per) for start in (0, bank)]
        out = []
        for y in range(height):
            text = "".join(f"{b:08b}" for b in halves[y % 2][y // 2])
            out += [int(text[at : at + bits], 2) for at in range(0, len(text), bits)]
        return out

    def given(r: random.Random) -> list[object]:
        width, height = per * r.randrange(1, 4), r.choice((1, 2, 4, 5))
        half = -(-height // 2) * (width // per)
        bank = half + r.choice((0, 3))
        return [r.randbytes(bank + half), bank, width, height]

    form = f"even lines lie from byte 0 on, odd lines from byte `bank` on, each width / {per} bytes with {per} pixels of {bits} bit{'s' if bits > 1 else ''}, the leftmost in the highest bit{'s' if bits > 1 else ''}"
    return Made(
        f"{VECTOR} @f({BYTES} screen, int bank, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Screen with separate banks for even and odd lines (as CGA) to pixels, a byte each: {form}.",
            f"Write a function that reads a screen dump whose lines are interleaved in two banks, as on the CGA: {form}. `width` is a multiple of {per}. Return the pixels of all `height` lines (numbered from 0) from the top, a byte each; the data are complete.",
            f"How do I deinterlace a {bits}bpp DOS screen dump? {form}; width divisible by {per}; result row-major, byte a pixel",
            f"Screenshots of an old PC game: {form}. Unpack width x height pixels in the right order; everything is there and the width fits whole bytes.",
        ),
    )


def double_height_sprites(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    table = rng.random() < 0.5
    if table:
        body = "int bank = index & 1, top = index & 0xFE;\nreturn (bank * 256 + top + (below ? 1 : 0)) * 16;"

        def place(index: int, below: bool) -> int:
            bank = 4096 * (index % 2)
            return bank + 16 * ([index // 2 * 2, index // 2 * 2 + 1][bool(below)])

        return Made(
            "int @f(uint8_t index, bool below)",
            body,
            place,
            lambda r: [r.randrange(256), r.randrange(2)],
            (
                "NES 8x16 sprite with tile index `index`: byte offset in CHR of its upper or lower (`below`) tile, 16 bytes a tile.",
                "Write a function that locates the tiles of tall NES sprites in 8 KiB of pattern data (512 tiles of 16 bytes). In 8x16 mode bit 0 of the index chooses the first or second half of 256 tiles; the index without bit 0 is the upper tile, the next one the lower. Return the byte offset of the upper tile, or of the lower one if `below`.",
                "How do I find the pattern data of 8x16 sprites? bank = bit 0 (256 tiles each), upper tile = index & $FE, lower = + 1, 16 bytes a tile; offset wanted",
                "Importing NES sprites in tall mode: the lowest bit of the tile number is the pattern table (0 or $1000), the rest the upper tile, and the lower half follows it. Where in CHR does the half I ask for begin?",
            ),
        )
    size = 16
    if back:
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + {2 * size} <= tiles.size(); at += {2 * size}) {{\n  for (int half = 0; half < 2; ++half)\n    for (int y = 0; y < 8; ++y)\n      for (int p = 0; p < 2; ++p) out.push_back(tiles[at + half * {size} + p * 8 + y]);\n}}\nreturn out;"
        body = body.replace(" {\n  for (int half", "\n  for (int half").replace(";\n}\nreturn", ";\nreturn")
    else:
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + {2 * size} <= tiles.size(); at += {2 * size})\n  for (int half = 1; half >= 0; --half)\n    for (int p = 0; p < 2; ++p)\n      for (int y = 7; y >= 0; --y) out.push_back(tiles[at + half * {size} + p * 8 + y]);\nreturn out;"

    def oracle(tiles: list[int]) -> list[int]:
        out = []
        for sprite in [one for one in in_rows(tiles, 2 * size) if len(one) == 2 * size]:
            low = sprite[:8] + sprite[16:24]
            high = sprite[8:16] + sprite[24:]
            if back:
                out += in_line([[a, b] for a, b in zip(low, high, strict=True)])
            else:
                low, high = low[::-1], high[::-1]
                out += low[:8] + high[:8] + low[8:] + high[8:]
        return out

    form = "two tiles (upper, lower) of 16 bytes: 8 row bytes of plane 0, then 8 of plane 1"
    task = (
        "to SNES 2bpp (each row plane 0, plane 1; upper tile, then lower)"
        if back
        else "flipped upside down as a whole (the tiles change places), in the same format"
    )
    return Made(
        f"{VECTOR} @f({BYTES} tiles)",
        body,
        oracle,
        lambda r: [r.randbytes(32 * r.randrange(0, 3) + r.choice((0, 0, 16, 5)))],
        (
            f"NES 8x16 sprites {task}; drop an incomplete one.",
            f"Write a function that converts tall NES sprites. Each is {form}. Return all complete sprites {task}.",
            f"How do I get 8x16 sprites ({form}) {task}? whole sprites of 32 bytes only",
            f"Tall sprites from an NES ROM, {form}. I want them {task}; leftover bytes that make no sprite are ignored.",
        ),
    )


def shared_mask_sprite(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    body = cpp(
        """
        std::vector<uint8_t> out = tile;
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            if (!(mask[y] >> (7 - x) & 1)) continue;
            int color = 0;
            for (int p = 0; p < @bpp; ++p) color |= (tile[@place] >> (7 - x) & 1) << p;
            if (color != 0) continue;
            for (int p = 0; p < @bpp; ++p)
              if (black >> p & 1) out[@place] |= 0x80 >> x;
          }
        @clear
        return out;
        """,
        bpp=bpp,
        place="y * 2 + p" if bpp == 2 else "p / 2 * 16 + y * 2 + p % 2",
        clear=f"for (int i = 0; i < {8 * bpp}; ++i) out[i] &= mask[{'i / 2' if bpp == 2 else 'i % 16 / 2'}];"
        if (clear := rng.random() < 0.5)
        else "",
    ).replace("\n\n", "\n")

    def oracle(tile: list[int], mask: list[int], black: int) -> list[int]:
        rows = []
        for row, byte in zip(tile_rows(tile, bpp), mask, strict=True):
            line = []
            for color, solid in zip(row, _bits(byte), strict=True):
                line.append((color or black) if solid else (0 if clear else color))
            rows.append(line)
        return tile_bytes(rows, bpp)

    rest = "pixels where the mask is 0 become 0" if clear else "pixels where the mask is 0 stay as they are"
    return Made(
        f"{VECTOR} @f({BYTES} tile, {BYTES} mask, uint8_t black)",
        body,
        oracle,
        lambda r: [some_tile(r, 8 * bpp), some_tile(r, 8), r.randrange(1, 1 << bpp)],
        (
            f"Tile with a separate 1bpp mask (1 = opaque) to SNES {bpp}bpp with color 0 transparent: color 0 under the mask becomes `black`, {rest}.",
            f"Write a function that prepares graphics with separate masks for the SNES, where color 0 is transparent. `tile` is a raw {bpp}bpp tile, `mask` has 8 row bytes (bit 7 left), 1 for opaque. An opaque pixel of color 0 becomes `black` (1 to {(1 << bpp) - 1}); other opaque pixels stay; {rest}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I merge a sprite and its AND mask into one {bpp}bpp tile? mask 1 & color 0 -> `black`, {rest}; planar in and out; black is not 0",
            f"On the old machine color 0 was black and a mask told what is see-through. Here 0 is see-through: replace visible 0 pixels by `black` (fits, not 0), and {rest}. {8 * bpp} bytes of tile, 8 of mask (set bits are visible).",
        ),
    )


def attribute_cell_colors(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> tile(32);
        for (int y = 0; y < 8; ++y)
          for (int p = 0; p < 4; ++p) {
            int byte = 0;
            if (@ink >> p & 1) byte |= @row;
            if (@paper >> p & 1) byte |= ~@row & 0xFF;
            tile[p / 2 * 16 + y * 2 + p % 2] = byte;
          }
        return tile;
        """,
        ink="(colors[y] >> 4)" if (each := rng.random() < 0.5) else "(color >> 4)",
        paper="(colors[y] & 15)" if each else "(color & 15)",
        row="rows[y]",
    )

    def oracle(rows: list[int], color: int | list[int]) -> list[int]:
        out = []
        for y, byte in enumerate(rows):
            ink, paper = divmod(color[y] if isinstance(color, list) else color, 16)
            out.append([ink if bit else paper for bit in _bits(byte)])
        return tile_bytes(out, 4)

    which = "each row has its own color byte in `colors`" if each else "the whole cell has the color byte `color`"
    source = "TMS9918 (MSX graphics 2)" if each else "text mode"
    return Made(
        f"{VECTOR} @f({BYTES} rows, {f'{BYTES} colors' if each else 'uint8_t color'})",
        body,
        oracle,
        lambda r: [some_tile(r, 8), r.randbytes(8) if each else r.randrange(256)],
        (
            f"{source} cell to a SNES 4bpp tile: 8 row bytes, {which}: set bits in the color of its upper nibble, clear ones in the lower nibble's.",
            f"Write a function that colors a monochrome 8x8 cell. `rows` has 8 bytes, bit 7 is the left pixel; {which}: its upper four bits are the color of set pixels, its lower four that of clear ones. Return a raw 4bpp tile; {FORMATS[4]}.",
            f"How do I convert a two-color cell to 4bpp? 8 rows of bits, {which} (ink << 4 | paper), planar SNES output",
            f"Porting screens with {'two colors a row' if each else 'two colors a cell'}: {which}, foreground in the high nibble and background in the low one. From the 8 bit rows make the 32 bytes of an SNES tile.",
        ),
    )


RECIPES = (
    multicolor_characters,
    home_computer_sprite,
    spectrum_screen_line,
    word_planes_to_tiles,
    engine_sprite_to_tiles,
    handheld_shades,
    interlaced_screen_lines,
    double_height_sprites,
    shared_mask_sprite,
    attribute_cell_colors,
)
