"""Sheets of tiles in other arrangements: bitmaps, sprites side by side or in rows of 16, whole planes, columns, 3-bit pixels."""

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


def bitmap_to_planar_sheet(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 3, 4, 8))
    down = rng.random() < 0.3
    first, second = ("tx", "ty") if down else ("ty", "tx")
    limit = {"tx": "width / 8", "ty": "height / 8"}
    body = cpp(
        """
        std::vector<uint8_t> sheet;
        int height = pixels.size() / width;
        for (int @first = 0; @first < @firstlimit; ++@first)
          for (int @second = 0; @second < @secondlimit; ++@second) {
            size_t at = sheet.size();
            sheet.resize(at + @size);
            for (int y = 0; y < 8; ++y)
              for (int x = 0; x < 8; ++x) {
                int color = pixels[(ty * 8 + y) * width + tx * 8 + x];
                for (int p = 0; p < @bpp; ++p)
                  if (color >> p & 1) sheet[at + @place] |= 0x80 >> x;
              }
          }
        return sheet;
        """,
        first=first,
        second=second,
        firstlimit=limit[first],
        secondlimit=limit[second],
        size=8 * bpp,
        bpp=bpp,
        place=PLACES[bpp],
    )

    def oracle(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        cells = [(x, y) for y in range(0, len(rows), 8) for x in range(0, width, 8)]
        if down:
            cells.sort()
        return [b for x, y in cells for b in tile_bytes([row[x : x + 8] for row in rows[y : y + 8]], bpp)]

    def given(r: random.Random) -> list[object]:
        width, height = 8 * r.choice((1, 2, 2, 3)), 8 * r.choice((0, 1, 2))
        return [some_pixels(r, width * height, 1 << bpp), width]

    order = "column by column (down, then right)" if down else "in reading order"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width)",
        body,
        oracle,
        given,
        (
            f"Bitmap (a byte a pixel, rows of `width`) to raw SNES {bpp}bpp tiles, {order}. Both sides are multiples of 8, no pixel has more than {bpp} bits.",
            f"Write a function that turns an indexed picture into a sheet of {bpp}bpp tiles. `pixels` has a byte a pixel, row by row, `width` pixels wide; width and height are multiples of 8 and pixels are below {1 << bpp}. The 8x8 cells go out {order}; {FORMATS[bpp]}.",
            f"How do I import a PNG's indices as {bpp}bpp graphics? 8x8 cells {order}, planar, the image is a multiple of 8 both ways and fits the depth",
            f"My importer has the picture as palette indices (below {1 << bpp}, `width` a row, everything divisible by 8) and the ROM wants {8 * bpp}-byte tiles, cut {order}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
        ),
    )


def planar_sheet_to_bitmap(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 3, 4, 8))
    pad = rng.choice((0, 0, 255))
    body = cpp(
        """
        int count = sheet.size() / @size;
        std::vector<uint8_t> pixels((count + columns - 1) / columns * columns * 64@pad);
        for (int t = 0; t < count; ++t)
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int color = 0;
              for (int p = 0; p < @bpp; ++p) color |= (sheet[t * @size + @place] >> (7 - x) & 1) << p;
              pixels[(t / columns * 8 + y) * columns * 8 + t % columns * 8 + x] = color;
            }
        return pixels;
        """,
        size=8 * bpp,
        bpp=bpp,
        place=PLACES[bpp],
        pad=f", {pad}" if pad else "",
    )

    def oracle(sheet: list[int], columns: int) -> list[int]:
        tiles = tiles_of(sheet, bpp)
        tiles += [[[pad] * 8] * 8] * (-len(tiles) % columns)
        out = []
        for at in range(0, len(tiles), columns):
            for y in range(8):
                out += [color for tile in tiles[at : at + columns] for color in tile[y]]
        return out

    return Made(
        f"{VECTOR} @f({BYTES} sheet, int columns)",
        body,
        oracle,
        lambda r: [some_sheet(r, 8 * bpp, 5) + bytes(r.choice((0, 0, 3))), r.choice((1, 2, 3, 4))],
        (
            f"Raw {bpp}bpp sheet -> picture with a byte a pixel, `columns` tiles per row; fill the rest of the last row of tiles with {pad}, drop an incomplete tile.",
            f"Write a function that decodes all tiles of a {bpp}bpp SNES sheet into one indexed picture, `columns` (1 or more) tiles wide, tiles in reading order, as many rows of tiles as needed. The picture is 8 * columns pixels wide, a byte a pixel, row by row; places without a tile are {pad}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}. Bytes behind the last whole tile do not count.",
            f"How do I show planar graphics in a tile viewer with n columns? {bpp}bpp in, color numbers out, row-major; empty places in the last row = {pad}, partial tile ignored",
            f"The canvas of my editor is 8-bit indexed. Unpack the sheet ({bpp}bpp; {FORMATS[bpp]}) onto it, `columns` tiles side by side (at least 1). Where the last row isn't full, pixels are {pad}; a cut-off tile at the end is skipped.",
        ),
    )


def tiles_of_rectangle(rng: random.Random) -> Made:
    size = rng.choice((16, 32, 32, 24))
    bpp = size // 8
    wide = rng.choice((16, 16, 8))
    put = rng.random() < 0.5
    fetch = (
        "std::copy(tiles.begin() + n * @s, tiles.begin() + (n + 1) * @s, sheet.begin() + at);"
        if put
        else "tiles.insert(tiles.end(), sheet.begin() + at, sheet.begin() + at + @s);"
    ).replace("@s", str(size))
    where = f"((row + y) * {wide} + column + x) * {size}"
    if put:
        body = f"int n = 0;\nfor (int y = 0; y < h; ++y)\n  for (int x = 0; x < w; ++x, ++n) {{\n    int at = {where};\n    {fetch}\n  }}"
    else:
        body = f"std::vector<uint8_t> tiles;\nfor (int y = 0; y < h; ++y)\n  for (int x = 0; x < w; ++x) {{\n    int at = {where};\n    {fetch}\n  }}\nreturn tiles;"

    def cells(column: int, row: int, w: int, h: int) -> list[int]:
        return [n for n in range(wide * 8) if column <= n % wide < column + w and row <= n // wide < row + h]

    def take(sheet: list[int], column: int, row: int, w: int, h: int) -> list[int]:
        tiles = in_rows(sheet, size)
        return in_line([tiles[n] for n in cells(column, row, w, h)])

    def store(sheet: list[int], tiles: list[int], column: int, row: int, w: int, h: int) -> None:
        all_tiles = in_rows(sheet, size)
        for n, tile in zip(cells(column, row, w, h), in_rows(tiles, size), strict=True):
            all_tiles[n] = tile
        sheet[:] = in_line(all_tiles)

    def given(r: random.Random) -> list[object]:
        rows = r.choice((1, 2, 3))
        w, h = r.choice((1, 2, 3)), r.randrange(1, rows + 1)
        place = [r.choice((0, wide - w, r.randrange(wide - w + 1))), r.randrange(rows - h + 1), w, h]
        sheet = b"".join(r.randbytes(4) + bytes([n]) * (size - 4) for n in range(rows * wide))
        return [sheet, *([r.randbytes(w * h * size)] if put else []), *place]

    if put:
        asks = (
            f"Paste w x h consecutive tiles ({size} bytes each) into a sheet {wide} tiles wide at tile column/row; fits.",
            f"Write a function that puts a big sprite's tiles into a graphics sheet. `tiles` has w * h raw {bpp}bpp tiles ({size} bytes each) row by row; the sheet is {wide} tiles wide. The upper left one goes to tile column `column`, tile row `row`; the rectangle lies inside the sheet.",
            f"How do I write a w*h block of {bpp}bpp tiles back where it came from in a sheet with {wide} tiles per row? It never hangs over",
            f"After editing a {bpp}bpp boss picture its tiles lie one behind the other, row by row. In the sheet, where a row has {wide} tiles of {size} bytes, they belong at (`column`, `row`), counted in tiles; the whole area exists.",
        )
    else:
        asks = (
            f"Cut a w x h rectangle of tiles ({size} bytes each) out of a sheet {wide} tiles wide; column/row in tiles, inside the sheet. Row by row.",
            f"Write a function that collects the tiles of a big sprite from a graphics sheet with {wide} raw {bpp}bpp tiles ({size} bytes each) a row. The rectangle begins at tile column `column` and tile row `row`, has w columns and h rows and lies inside the sheet. Result: its tiles one behind the other, row by row.",
            f"How do I get w*h tiles from (column, row) of a {bpp}bpp sheet that has {wide} tiles a row as one block of bytes? It is never out of range",
            f"Dragging a box over the tile viewer ({wide} tiles a row, {bpp}bpp, {size} bytes a tile) should copy the tiles in it to the clipboard in reading order. Position and size are in tiles, at least one, and within the data.",
        )
    more = f", {BYTES} tiles" if put else ""
    rest = "int column, int row, int w, int h"
    return Made(
        f"void @f({BUFFER} sheet{more}, {rest})" if put else f"{VECTOR} @f({BYTES} sheet, {rest})",
        body,
        store if put else take,
        given,
        asks,
    )


def sprites_into_rows_of_sixteen(rng: random.Random) -> Made:
    size = rng.choice((32, 32, 16))
    back = rng.random() < 0.5
    shape = rng.choice(("16x16", "16x16", "8x16"))
    across = 2 if shape == "16x16" else 1
    per = 2 * across
    one_row = 16 // across
    place = (
        "(s / @n * 32 + t / @a * 16 + s % @n * @a + t % @a) * @s"
        if across == 2
        else "(s / 16 * 32 + t * 16 + s % 16) * @s"
    )
    place = place.replace("@n", str(one_row)).replace("@a", str(across)).replace("@s", str(size))
    line = f"s * {per * size} + t * {size}"
    length = (
        f"sheet.size() / {per * size} * {per * size}" if back else f"(count + {one_row - 1}) / {one_row} * {32 * size}"
    )
    source, target = (place, line) if back else (line, place)
    body = cpp(
        """
        int count = sheet.size() / @each;
        std::vector<uint8_t> out(@length);
        for (int s = 0; s < count; ++s)
          for (int t = 0; t < @per; ++t)
            for (int i = 0; i < @size; ++i) out[@target + i] = sheet[@source + i];
        return out;
        """,
        each=per * size,
        length="sheet.size()" if back else length,
        per=per,
        size=size,
        target=target,
        source=source,
    )

    def forward(sheet: list[int]) -> list[int]:
        blank = [0] * size
        tiles = in_rows(sheet, size)
        sprites = in_rows(tiles, per)  # type: ignore[arg-type]
        sprites = [one for one in sprites if len(one) == per and len(one[-1]) == size]  # type: ignore[arg-type]
        out: list[int] = []
        for at in range(0, len(sprites), one_row):
            group = sprites[at : at + one_row]
            for half in (0, 1):
                row = [tile for one in group for tile in one[half * across : half * across + across]]
                row += [blank] * (16 - len(row))  # type: ignore[list-item]
                out += in_line(row)  # type: ignore[arg-type]
        return out

    def backward(sheet: list[int]) -> list[int]:
        rows = in_rows(sheet, 16 * size)
        out = []
        for top, bottom in zip(rows[::2], rows[1::2], strict=True):
            step = across * size
            for at in range(0, 16 * size, step):
                out += top[at : at + step] + bottom[at : at + step]
        return out

    def given(r: random.Random) -> list[object]:
        if back:
            return [b"".join(r.randbytes(2) + bytes([n]) * (size - 2) for n in range(32 * r.choice((0, 1, 1, 2))))]
        count = r.choice((0, 1, 2, one_row, one_row + 1))
        return [r.randbytes(count * per * size) + bytes(r.choice((0, 0, size)))]

    parts = "upper left, upper right, lower left, lower right" if across == 2 else "upper, lower"
    if back:
        asks = (
            f"Sheet of {shape} sprites in SNES VRAM order (16 tiles a row, {size} bytes a tile) -> each sprite's {per} tiles together ({parts}). Whole pairs of rows only come in.",
            f"Write a function that stores the sprites of a sheet one after the other. The sheet has rows of 16 tiles of {size} bytes and an even number of rows; every two rows hold {one_row} {shape} sprites, whose lower halves lie one row (16 tiles) below. For each sprite from left to right, then in the next two rows, put out the tiles {parts}.",
            f"How do I unroll 2D mapped {shape} sprites (tile n with {'n+1, n+16, n+17' if across == 2 else 'n+16'}) to 1D? {size}-byte tiles, even number of 16-tile rows",
            f"My compressor works better when a {shape} sprite is contiguous: {parts}. Rearrange the sheet ({size} bytes a tile, 16 tiles in a row, rows come in pairs).",
        )
    else:
        asks = (
            f"{shape} sprites stored as {per} consecutive tiles ({parts}) -> SNES VRAM layout, 16 tiles a row, {size} bytes a tile; zeros where the last pair of rows isn't full. Partial sprite: drop.",
            f"Write a function that lays out sprites for VRAM. The input has one {shape} sprite after the other, each of {per} tiles of {size} bytes ({parts}). In the output rows have 16 tiles, {one_row} sprites lie side by side in two rows, the lower tiles 16 tiles after the upper ones; then follow the next two rows. Unused tiles of the last two rows are zeros; a last incomplete sprite is dropped, no sprite gives nothing.",
            f"How do I turn 1D-mapped {shape} sprites into SNES order (n{', n+1, n+16, n+17' if across == 2 else ', n+16'})? {size} bytes a tile, last two rows padded with 0, whole sprites only",
            f"The GBA port keeps the tiles of each {shape} sprite together ({parts}), I need them as the PPU wants: the lower half in the next row of 16 tiles. {size} bytes a tile; always pairs of full rows come out (empty tiles 0), leftover bytes are ignored.",
        )
    return Made(f"{VECTOR} @f({BYTES} sheet)", body, backward if back else forward, given, asks)


def bitplanes_to_tiles(rng: random.Random) -> Made:
    planes = rng.choice((2, 4, 4))
    interleaved = rng.random() < 0.5
    source = (
        f"(ty * 8 + y) * {planes} * stride + p * stride + tx"
        if interleaved
        else "p * stride * height + (ty * 8 + y) * stride + tx"
    )
    body = cpp(
        """
        std::vector<uint8_t> tiles;
        int stride = width / 8;
        for (int ty = 0; ty < height / 8; ++ty)
          for (int tx = 0; tx < stride; ++tx) {
            size_t at = tiles.size();
            tiles.resize(at + @size);
            for (int p = 0; p < @planes; ++p)
              for (int y = 0; y < 8; ++y) tiles[at + @place] = image[@source];
          }
        return tiles;
        """,
        size=8 * planes,
        planes=planes,
        place=PLACES[planes],
        source=source,
    )

    def oracle(image: list[int], width: int, height: int) -> list[int]:
        lines = in_rows(image, width // 8)
        colors = []
        for y in range(height):
            mine = lines[y * planes : (y + 1) * planes] if interleaved else lines[y::height]
            texts = ["".join(f"{byte:08b}" for byte in line) for line in mine]
            colors.append([int("".join(digits[::-1]), 2) for digits in zip(*texts, strict=True)])
        return [
            b
            for y in range(0, height, 8)
            for x in range(0, width, 8)
            for b in tile_bytes([row[x : x + 8] for row in colors[y : y + 8]], planes)
        ]

    def given(r: random.Random) -> list[object]:
        w, h = r.choice((1, 2, 3)), r.choice((1, 2))
        return [r.randbytes(planes * w * h * 8), w * 8, h * 8]

    how = (
        f"each pixel row has {planes} lines of width / 8 bytes, one a plane (plane 0 first)"
        if interleaved
        else f"{planes} whole bitmaps one behind the other, plane 0 first, each row by row with width / 8 bytes a row"
    )
    return Made(
        f"{VECTOR} @f({BYTES} image, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Amiga-style bitplanes to SNES {planes}bpp tiles in reading order: {how}. Sides are multiples of 8.",
            f"Write a function that converts a planar picture of another computer to SNES tiles. It has {planes} planes: {how}; bit 7 of a byte is the leftmost of its 8 pixels. `width` and `height` (pixels) are multiples of 8. The 8x8 tiles come out in reading order; {FORMATS[planes]}.",
            f"How do I import {'an ILBM body (uncompressed, planes interleaved by row)' if interleaved else 'raw bitplanes (not interleaved)'} as {planes}bpp SNES tiles? {planes} planes, plane 0 first, 8-aligned size, tiles left to right and down",
            f"Old demo art comes as bitplanes: {how}. Cut it into {8 * planes}-byte tiles for the PPU, row by row of tiles; width and height are divisible by 8.",
        ),
    )


def one_plane_of_sheet(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4, 4, 3))
    size = 8 * bpp
    put = rng.random() < 0.5
    if put:
        body = f"for (size_t t = 0; t < sheet.size() / {size} && (t + 1) * 8 <= font.size(); ++t)\n  for (int y = 0; y < 8; ++y) sheet[t * {size} + {PLACES[bpp]}] = font[t * 8 + y];"
    else:
        body = f"std::vector<uint8_t> font;\nfor (size_t at = 0; at + {size} <= sheet.size(); at += {size})\n  for (int y = 0; y < 8; ++y) font.push_back(sheet[at + {PLACES[bpp]}]);\nreturn font;"

    def take(sheet: list[int], p: int) -> list[int]:
        return [
            int("".join(f"{color:08b}"[7 - p] for color in row), 2) for tile in tiles_of(sheet, bpp) for row in tile
        ]

    def store(sheet: list[int], font: list[int], p: int) -> None:
        out = []
        tiles = tiles_of(sheet, bpp)
        for n, tile in enumerate(tiles):
            letter = font[8 * n : 8 * n + 8]
            if len(letter) == 8:
                tile = [
                    [c - (c >> p & 1) * 2**p + int(bit) * 2**p for c, bit in zip(row, f"{byte:08b}", strict=True)]
                    for row, byte in zip(tile, letter, strict=True)
                ]
            out += tile_bytes(tile, bpp)
        sheet[: len(out)] = out

    def given(r: random.Random) -> list[object]:
        sheet = some_sheet(r, size, 3) + bytes(r.choice((0, 0, 5)))
        return [sheet, *([r.randbytes(r.choice((0, 8, 12, 24, 32)))] if put else []), r.randrange(bpp)]

    asks = (
        (
            f"Overwrite plane `p` of a {bpp}bpp SNES sheet with 1bpp tiles (8 bytes each), tile by tile while both have whole tiles.",
            f"Write a function that puts monochrome tiles into one bit plane of a {bpp}bpp sheet: tile n of `font` (8 bytes, a byte a row, bit 7 left) becomes plane `p` (0 to {bpp - 1}) of tile n of `sheet`; the other planes stay. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}. Stop at the end of whichever has no whole tile left.",
            f"How do I insert a 1bpp font as bit p of {bpp}bpp graphics (planar, {size} bytes a tile) without touching other bits? Only complete tiles on both sides",
            f"I hide a mask in an unused bit plane. Plane `p` of each {bpp}bpp tile gets the 8 bytes of the mask tile with the same number; surplus tiles of either buffer and incomplete ones are left alone.",
        )
        if put
        else (
            f"Plane `p` of every whole tile of a SNES {bpp}bpp sheet, as 1bpp (8 bytes a tile).",
            f"Write a function that extracts one bit plane from a {bpp}bpp sheet as monochrome tiles of 8 bytes (a byte a row, bit 7 left). `p` is 0 to {bpp - 1}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}. A last partial tile is left out.",
            f"How do I view just bit p of {bpp}bpp graphics (planar, {size} bytes a tile) as 1bpp tiles? incomplete tile: ignore",
            f"My font editor reads 1bpp. The letters are in plane `p` of a {bpp}bpp sheet (console format); give me 8 bytes for each complete tile, top row first.",
        )
    )
    return Made(
        f"void @f({BUFFER} sheet, {BYTES} font, int p)" if put else f"{VECTOR} @f({BYTES} sheet, int p)",
        body,
        store if put else take,
        given,
        asks,
    )


def rows_of_bmp(rng: random.Random) -> Made:
    four = rng.random() < 0.4
    write = rng.random() < 0.4
    used = "(width + 1) / 2" if four else "width"
    stride = f"({used} + 3) / 4 * 4"
    if write:
        store = (
            "out[y * stride + x / 2] |= x % 2 ? pixel & 15 : pixel << 4;" if four else "out[y * stride + x] = pixel;"
        )
        body = f"int height = pixels.size() / width, stride = {stride};\nstd::vector<uint8_t> out(stride * height);\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) {{\n    uint8_t pixel = pixels[(height - 1 - y) * width + x];\n    {store}\n  }}\nreturn out;"
    else:
        load = (
            "data[(height - 1 - y) * stride + x / 2] >> (x % 2 ? 0 : 4) & 15"
            if four
            else "data[(height - 1 - y) * stride + x]"
        )
        body = f"int stride = {stride}, height = data.size() / stride;\nstd::vector<uint8_t> pixels;\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) pixels.push_back({load});\nreturn pixels;"

    def read(data: list[int], width: int) -> list[int]:
        stride = -(-width * (4 if four else 8) // 32) * 4
        lines = [row for row in in_rows(data, stride) if len(row) == stride]
        if four:
            lines = [[int(d, 16) for d in bytes(row).hex()] for row in lines]
        return [pixel for row in lines[::-1] for pixel in row[:width]]

    def make(pixels: list[int], width: int) -> list[int]:
        out = b""
        for row in in_rows(pixels, width)[::-1]:
            line = bytes.fromhex("".join(f"{pixel:x}" for pixel in row) + "0" * (width % 2)) if four else bytes(row)
            out += line + bytes(-len(line) % 4)
        return list(out)

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 11), r.randrange(0, 5)
        if write:
            return [some_pixels(r, width * height, 16 if four else 256), width]
        stride = ((width + 1) // 2 if four else width) + 3 & ~3
        return [r.randbytes(stride * height + r.choice((0, 0, 1))), width]

    depth = "4 bits a pixel, the left one of a byte in its upper half" if four else "a byte a pixel"
    bits = 4 if four else 8
    if write:
        asks = (
            f"Pixel data of a {bits}-bit BMP from a top-down indexed picture (a byte a pixel, `width` a row): bottom row first, rows padded with zeros to 4 bytes.",
            f"Write a function that makes the pixel array of a Windows bitmap with {bits} bits a pixel. `pixels` lists palette numbers{' below 16' if four else ''} from the top row down, `width` (at least 1) a row. The bitmap stores the bottom row first, {depth}, and fills each row with zero bits up to a multiple of 4 bytes.",
            f"How do I save a tileset preview as uncompressed {bits}bpp BMP, just the pixel bytes (upside down, dword rows, padding 0)?",
            f"Export of the canvas: indices top-down become BMP scan lines, lowest line first; {depth}; each line is a multiple of four bytes long, the padding is 0.",
        )
    else:
        asks = (
            f"Pixel data of a {bits}-bit BMP (bottom-up, rows padded to 4 bytes) to top-down pixels, a byte each. Ignore a partial row at the end.",
            f"Write a function that reads the pixel array of a Windows bitmap with {bits} bits a pixel, `width` (at least 1) pixels wide. Rows lie bottom row first, {depth}, and each takes a multiple of 4 bytes. Return the palette numbers, a byte each, from the top row down without the padding. The height is the number of whole rows in `data`.",
            f"How do I get indices in normal order from an uncompressed bottom-up {bits}bpp BMP body? rows are dword aligned; only complete rows count",
            f"My importer skips the headers of a BMP and has its {bits}-bit pixels: {depth}, lowest line first, lines padded to four bytes. I need them top line first and unpadded, one byte a pixel; bytes after the last full line don't count.",
        )
    return Made(
        f"{VECTOR} @f({BYTES} {'pixels' if write else 'data'}, int width)",
        body,
        make if write else read,
        given,
        asks,
    )


def three_bit_pixels(rng: random.Random) -> Made:
    high = rng.random() < 0.6
    pack = rng.random() < 0.5
    shift = "21 - 3 * i" if high else "3 * i"
    word = (
        "data[at] << 16 | data[at + 1] << 8 | data[at + 2]"
        if high
        else "data[at] | data[at + 1] << 8 | data[at + 2] << 16"
    )
    if pack:
        outs = (
            ["word >> 16", "word >> 8 & 0xFF", "word & 0xFF"]
            if high
            else ["word & 0xFF", "word >> 8 & 0xFF", "word >> 16"]
        )
        pushes = "\n".join(f"  data.push_back({one});" for one in outs)
        body = f"std::vector<uint8_t> data;\nfor (size_t at = 0; at < pixels.size(); at += 8) {{\n  int word = 0;\n  for (size_t i = 0; i < 8 && at + i < pixels.size(); ++i) word |= (pixels[at + i] & 7) << ({shift});\n{pushes}\n}}\nreturn data;"
    else:
        body = f"std::vector<uint8_t> pixels;\nfor (size_t at = 0; at + 2 < data.size(); at += 3) {{\n  int word = {word};\n  for (int i = 0; i < 8; ++i) pixels.push_back(word >> ({shift}) & 7);\n}}\nreturn pixels;"

    def unpack(data: list[int]) -> list[int]:
        out = []
        for at in range(0, len(data) - 2, 3):
            group = data[at : at + 3]
            number = int.from_bytes(bytes(group), "big" if high else "little")
            digits = [int(d) for d in f"{number:08o}"]
            out += digits if high else digits[::-1]
        return out

    def packed(pixels: list[int]) -> list[int]:
        out: list[int] = []
        for at in range(0, len(pixels), 8):
            digits = "".join(str(pixel % 8) for pixel in pixels[at : at + 8]).ljust(8, "0")
            out += int(digits if high else digits[::-1], 8).to_bytes(3, "big" if high else "little")
        return out

    order = (
        "the first pixel in the highest 3 bits of a big-endian 24-bit number"
        if high
        else "the first pixel in the lowest 3 bits of a little-endian 24-bit number"
    )
    if pack:
        asks = (
            f"Pack 3-bit pixels, 8 in 3 bytes, {order}; last group filled up with zeros.",
            f"Write a function that packs pixels of 3 bits without gaps: eight of them make three bytes, {order}. Only the lower three bits of each byte in `pixels` count. A last group of fewer than eight is completed with zeros.",
            f"How do I store linear 3bpp (8 px = 3 bytes, {order})? v & 7; pad the end with 0 pixels",
            f"My 8-color pictures waste five bits a pixel. Squeeze them: eight pixels become a 24-bit number, {order}. Missing pixels at the end are 0, higher bits of a pixel are thrown away.",
        )
    else:
        asks = (
            f"Unpack linear 3bpp pixels: 3 bytes = 8 pixels, {order}. Incomplete group: ignore.",
            f"Write a function that unpacks pixels of 3 bits which lie without gaps: three bytes make eight pixels, {order}. Return a byte for each pixel; one or two bytes left at the end are ignored.",
            f"How do I read chunky 3-bit graphics (8 pixels in 3 bytes, {order})? only whole triples",
            f"Some arcade sheet has 8 colors and no planes: every 24 bits are eight pixels, {order}. I want them as bytes 0 to 7, whole groups of three bytes only.",
        )
    return Made(
        f"{VECTOR} @f({BYTES} {'pixels' if pack else 'data'})",
        body,
        packed if pack else unpack,
        (lambda r: [[r.randrange(16) for _ in range(r.randrange(0, 20))]])
        if pack
        else (lambda r: [r.randbytes(r.randrange(0, 13))]),
        asks,
    )


def columns_to_row_bytes(rng: random.Random) -> Made:
    top = rng.random() < 0.5
    whole = rng.random() < 0.5
    bit = "7 - y" if top else "y"
    if whole:
        body = f"for (size_t at = 0; at + 8 <= glyphs.size(); at += 8) {{\n  uint8_t rows[8] = {{}};\n  for (int y = 0; y < 8; ++y)\n    for (int x = 0; x < 8; ++x)\n      if (glyphs[at + x] >> ({bit}) & 1) rows[y] |= 0x80 >> x;\n  std::copy(rows, rows + 8, glyphs.begin() + at);\n}}"
    else:
        body = f"std::vector<uint8_t> rows(8);\nfor (int x = 0; x < 8 && x < static_cast<int>(columns.size()); ++x)\n  for (int y = 0; y < 8; ++y)\n    if (columns[x] >> ({bit}) & 1) rows[y] |= 0x80 >> x;\nreturn rows;"

    def turn(columns: list[int]) -> list[int]:
        texts = [f"{byte:08b}" if top else f"{byte:08b}"[::-1] for byte in (columns + [0] * 8)[:8]]
        return [int("".join(row), 2) for row in zip(*texts, strict=True)]

    def all_of(glyphs: list[int]) -> None:
        for at in range(0, len(glyphs) - 7, 8):
            glyphs[at : at + 8] = turn(glyphs[at : at + 8])

    said = "bit 7 is its top pixel" if top else "bit 0 is its top pixel"
    short = "bit 7 on top" if top else "bit 0 on top"
    return Made(
        f"void @f({BUFFER} glyphs)" if whole else f"{VECTOR} @f({BYTES} columns)",
        body,
        all_of if whole else turn,
        (lambda r: [some_sheet(r, 8, 3) + bytes(r.choice((0, 0, 3)))])
        if whole
        else (lambda r: [r.randbytes(r.choice((0, 3, 5, 8, 8, 10)))]),
        (
            f"Column-format {'font (8 bytes a glyph)' if whole else 'glyph'}, {short}, to SNES 1bpp rows{', in place; leave a partial glyph' if whole else '; missing columns are empty, more than 8 are ignored'}.",
            (
                f"Write a function that converts a font for LCD displays to 8x8 tiles in place. A letter has 8 bytes, each a column from left to right: {said}. Afterwards its 8 bytes are the rows from top to bottom with the left pixel in bit 7. Fewer than 8 bytes left at the end stay as they are."
                if whole
                else f"Write a function that converts a letter stored in columns to a tile of 8 row bytes. `columns` are the bytes of its columns from left to right, in each {said}. A row byte has the left pixel in bit 7. Columns that are missing are empty, surplus ones ignored."
            ),
            f"How do I transpose {'8x8 1bpp tiles' if whole else 'up to 8 column bytes into an 8x8 1bpp tile'} that store columns ({short}) instead of rows?{' in place, whole tiles only' if whole else ' absent columns = 0'}",
            f"The {'letters of my OLED font lie' if whole else 'OLED letter lies'} sideways: a byte is a column ({said}). {'Turn every complete group of 8 bytes in the buffer into rows' if whole else 'Return the 8 rows, taking at most 8 columns and blanks for missing ones'}, leftmost pixel in the highest bit.",
        ),
    )


def stretch_planar_tile(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    size = 8 * bpp
    both = rng.random() < 0.5
    count = 4 if both else 2
    body = cpp(
        """
        std::vector<uint8_t> out(@total);
        for (int part = 0; part < @count; ++part)
          for (int p = 0; p < @bpp; ++p)
            for (int y = 0; y < 8; ++y)
              for (int x = 0; x < 8; ++x) {
                int sx = part % 2 * 4 + x / 2@sy;
                if (tile[@source] >> (7 - sx) & 1) out[part * @size + @place] |= 0x80 >> x;
              }
        return out;
        """,
        total=size * count,
        count=count,
        bpp=bpp,
        sy=", sy = part / 2 * 4 + y / 2" if both else "",
        size=size,
        place=PLACES[bpp],
        source=PLACES[bpp].replace("y", "sy") if both else PLACES[bpp],
    )

    def oracle(tile: list[int]) -> list[int]:
        rows = [[c for c in row for _ in (0, 1)] for row in tile_rows(tile, bpp)]
        if both:
            rows = [row for row in rows for _ in (0, 1)]
        out = []
        for top in range(0, len(rows), 8):
            for left in (0, 8):
                out += tile_bytes([row[left : left + 8] for row in rows[top : top + 8]], bpp)
        return out

    what = (
        "twice as large: four tiles (upper left, upper right, lower left, lower right)"
        if both
        else "twice as wide: two tiles (left, right)"
    )
    return Made(
        f"{VECTOR} @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [some_tile(r, size)],
        (
            f"{bpp}bpp SNES tile, {what}, every pixel doubled.",
            f"Write a function that enlarges a raw {bpp}bpp tile of {size} bytes to {what} one behind the other in the same format. Each pixel becomes {'a 2x2 square' if both else 'two pixels side by side'}. In the format {FORMATS[bpp]}.",
            f"How do I make {'big 16x16' if both else '16 pixel wide'} letters from an 8x8 {bpp}bpp tile? nearest neighbour, planar out, {what}",
            f"For a title screen I blow tiles up: {bpp}bpp in console format in, {what} out. {'2x2 pixels for each pixel' if both else 'Only horizontally, each pixel is repeated once'}; {FORMATS[bpp]}.",
        ),
    )


def shrink_four_tiles(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    size = 8 * bpp
    rule = rng.choice(("corner", "most", "first"))
    if bpp == 1 and rule == "first":
        rule = "most"
    pick = {
        "corner": "int color = pixel(2 * x, 2 * y);",
        "most": "int color = std::max({pixel(2 * x, 2 * y), pixel(2 * x + 1, 2 * y), pixel(2 * x, 2 * y + 1), pixel(2 * x + 1, 2 * y + 1)});",
        "first": "int color = 0;\n    for (int i = 0; i < 4 && color == 0; ++i) color = pixel(2 * x + i % 2, 2 * y + i / 2);",
    }[rule]
    body = cpp(
        """
        auto pixel = [&](int px, int py) {
          int y = py % 8, color = 0;
          size_t at = (py / 8 * 2 + px / 8) * @size;
          for (int p = 0; p < @bpp; ++p) color |= (tiles[at + @place] >> (7 - px % 8) & 1) << p;
          return color;
        };
        std::vector<uint8_t> out(@size);
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            @pick
            for (int p = 0; p < @bpp; ++p) out[@place] |= (color >> p & 1) << (7 - x);
          }
        return out;
        """,
        size=size,
        bpp=bpp,
        place=PLACES[bpp],
        pick=pick,
    )

    def oracle(tiles: list[int]) -> list[int]:
        a, b, c, d = tiles_of(tiles, bpp)
        rows = [[*x, *y] for x, y in zip(a + c, b + d, strict=True)]
        out = []
        for upper, lower in zip(rows[::2], rows[1::2], strict=True):
            line = []
            for x in range(0, 16, 2):
                square = [*upper[x : x + 2], *lower[x : x + 2]]
                opaque = [color for color in square if color]
                line.append({"corner": square[0], "most": max(square), "first": (opaque or [0])[0]}[rule])
            out.append(line)
        return tile_bytes(out, bpp)

    said = {
        "corner": "the upper left one of its 2x2 pixels",
        "most": "the largest color number of its 2x2 pixels",
        "first": "the first color that isn't 0 among its 2x2 pixels in reading order, 0 if all are",
    }[rule]
    return Made(
        f"{VECTOR} @f({BYTES} tiles)",
        body,
        oracle,
        lambda r: [b"".join(some_tile(r, size) for _ in range(4))],
        (
            f"16x16 ({bpp}bpp, four SNES tiles: upper left, upper right, lower left, lower right) to one 8x8 tile; each pixel is {said}.",
            f"Write a function that halves a picture of 16x16 pixels. `tiles` are its four raw {bpp}bpp tiles ({size} bytes each): upper left, upper right, lower left, lower right. The result is one such tile, of which each pixel is {said}. In the format {FORMATS[bpp]}.",
            f"How do I make a map icon of a 16x16 {bpp}bpp sprite (tiles UL, UR, LL, LR in a row)? output one planar tile, pixel = {said}",
            f"The item list shows 8x8 thumbnails. Scale four {bpp}bpp tiles ({4 * size} bytes, order upper left, upper right, lower left, lower right) down to one, taking for every pixel {said}.",
        ),
    )


def strip_of_frames(rng: random.Random) -> Made:
    stack = rng.random() < 0.5
    flip = rng.random() < 0.3
    take = "frames - 1 - f" if flip else "f"
    wide = f"pixels[y * total + ({take}) * width + x]" if flip else "pixels[y * total + f * width + x]"
    tall = f"pixels[(({take}) * height + y) * width + x]" if flip else "pixels[(f * height + y) * width + x]"
    if stack:
        body = f"int total = width * frames, height = pixels.size() / total;\nstd::vector<uint8_t> out;\nfor (int f = 0; f < frames; ++f)\n  for (int y = 0; y < height; ++y)\n    for (int x = 0; x < width; ++x) out.push_back({wide});\nreturn out;"
    else:
        body = f"int height = pixels.size() / (width * frames);\nstd::vector<uint8_t> out;\nfor (int y = 0; y < height; ++y)\n  for (int f = 0; f < frames; ++f)\n    for (int x = 0; x < width; ++x) out.push_back({tall});\nreturn out;"

    def oracle(pixels: list[int], width: int, frames: int) -> list[int]:
        if stack:
            rows = in_rows(pixels, width * frames)
            pictures = [[row[f * width : f * width + width] for row in rows] for f in range(frames)]
            return [p for one in (pictures[::-1] if flip else pictures) for row in one for p in row]
        lines = in_rows(pixels, width)
        height = len(lines) // frames
        pictures = [lines[f * height : (f + 1) * height] for f in range(frames)]
        return [p for y in range(height) for one in (pictures[::-1] if flip else pictures) for p in one[y]]

    def given(r: random.Random) -> list[object]:
        width, height, frames = r.randrange(1, 5), r.randrange(1, 5), r.randrange(1, 5)
        return [some_pixels(r, width * height * frames, 99), width, frames]

    order = "in reverse order (the last frame comes first)" if flip else "in the same order"
    a, b = ("side by side", "below each other") if stack else ("below each other", "side by side")
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int frames)",
        body,
        oracle,
        given,
        (
            f"Animation strip with frames {a} -> frames {b}, {order}. A byte a pixel, `width` is one frame's.",
            f"Write a function that rearranges an animation. `pixels` is a picture (a byte a pixel, row by row) with `frames` frames of `width` pixels {a}, all of the same height. Return the picture in which they lie {b}, {order}. The size always fits.",
            f"How do I convert a {'horizontal' if stack else 'vertical'} sprite strip to a {'vertical' if stack else 'horizontal'} one ({order})? indexed pixels, frame width and count given, divides evenly",
            f"The artist draws animation frames {a}, my tool expects them {b}, {order}. 8-bit indices, row-major; every frame is `width` wide and the height follows from the size.",
        ),
    )


def pixels_to_nibble_tiles(rng: random.Random) -> Made:
    low = rng.random() < 0.5
    bits = rng.choice((4, 4, 2))
    per = 8 // bits
    shift = f"x % {per} * {bits}" if low else f"{8 - bits} - x % {per} * {bits}"
    size = 64 // per
    body = cpp(
        """
        std::vector<uint8_t> out;
        int height = pixels.size() / width;
        for (int top = 0; top + 8 <= height; top += 8)
          for (int left = 0; left + 8 <= width; left += 8) {
            size_t at = out.size();
            out.resize(at + @size);
            for (int y = 0; y < 8; ++y)
              for (int x = 0; x < 8; ++x) out[at + y * @row + x / @per] |= (pixels[(top + y) * width + left + x] & @mask) << (@shift);
          }
        return out;
        """,
        size=size,
        row=8 // per,
        per=per,
        mask=(1 << bits) - 1,
        shift=shift,
    )

    def oracle(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        out = []
        for y in range(0, len(rows) // 8 * 8, 8):
            for x in range(0, width // 8 * 8, 8):
                for row in rows[y : y + 8]:
                    for group in in_rows(row[x : x + 8], per):
                        texts = [f"{p:08b}"[8 - bits :] for p in group]
                        out.append(int("".join(texts[::-1] if low else texts), 2))
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.choice((8, 16, 16, 11)), r.choice((8, 16, 10, 4))
        return [
            [r.randrange(256) if r.random() < 0.1 else r.randrange(1 << bits) for _ in range(width * height)],
            width,
        ]

    side = "lowest" if low else "highest"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width)",
        body,
        oracle,
        given,
        (
            f"Indexed bitmap (`width` a row) to linear {bits}bpp 8x8 tiles: left pixel in the {side} {bits} bits. Only whole cells, reading order, extra bits of a pixel masked off.",
            f"Write a function that cuts a picture with a byte a pixel into tiles of {size} bytes as handhelds store them: {per} pixels a byte, the leftmost in its {side} {bits} bits, rows from the top. Of each pixel the lower {bits} bits are used. Cells of 8x8 follow in reading order; columns and rows at the right and the bottom that fill no whole cell are left out.",
            f"How do I export {'GBA' if bits == 4 and low else 'packed'} {bits}bpp tiles (no planes, left pixel = {side} bits) from an image? p & {(1 << bits) - 1}; crop to whole 8x8 cells",
            f"Porting my sheet off the SNES: I have indices, `width` a row, and need chunky {bits}bpp tiles, {per} pixels in a byte with the first in the {side} bits. Whatever does not fill an 8x8 cell at the right or lower edge is ignored, as are higher bits.",
        ),
    )


RECIPES = (
    bitmap_to_planar_sheet,
    planar_sheet_to_bitmap,
    tiles_of_rectangle,
    sprites_into_rows_of_sixteen,
    bitplanes_to_tiles,
    one_plane_of_sheet,
    rows_of_bmp,
    three_bit_pixels,
    columns_to_row_bytes,
    stretch_planar_tile,
    shrink_four_tiles,
    strip_of_frames,
    pixels_to_nibble_tiles,
)
