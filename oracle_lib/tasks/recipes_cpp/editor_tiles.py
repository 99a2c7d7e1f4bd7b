"""Tile graphics: planar and packed pixels, flips, sheets, masks, comparisons, bitmaps."""

import random
from collections.abc import Sequence

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _pixels(r: random.Random, count: int, colors: int) -> list[int]:
    some = [r.randrange(colors) for _ in range(r.choice((2, 3, 8)))]
    return [r.choice(some) for _ in range(count)]


def decode_row(rng: random.Random) -> Made:
    planes = rng.choice((1, 2, 3, 4))
    right = rng.random() < 0.25
    bit = "i" if right else "7 - i"
    body = cpp(
        """
        std::array<uint8_t, 8> pixels{};
        for (int i = 0; i < 8; ++i)
          for (int plane = 0; plane < @planes; ++plane)
            pixels[i] |= (planes[plane] >> (@bit) & 1) << plane;
        return pixels;
        """,
        planes=planes,
        bit=bit,
    ).replace("(i)", "i")

    def oracle(given: list[int]) -> list[int]:
        rows = [f"{byte:08b}" for byte in given]
        row = [sum(int(bits[x]) << plane for plane, bits in enumerate(rows)) for x in range(8)]
        return row[::-1] if right else row

    end = "right" if right else "left"
    side = f"bit {0 if right else 7} is the leftmost pixel"
    return Made(
        f"std::array<uint8_t, 8> @f(const std::array<uint8_t, {planes}>& planes)",
        body,
        oracle,
        lambda r: [r.randbytes(planes)],
        (
            f"Write a function that turns the {planes} bitplane byte{'s' * (planes > 1)} of one tile row into 8 pixel values, leftmost first. Plane n gives bit n of each pixel; {side}.",
            f"How do I decode a single row of a {planes}bpp tile? I have one byte per plane; {side} and plane 0 is the lowest bit of the colour number. Result: eight colour numbers from left to right.",
            f"pixel[x] = sum over n < {planes} of bit({'x' if right else '7-x'}, planes[n]) << n, for x = 0..7 from the left",
            f"My tile viewer draws line by line. Give it the 8 colour numbers of a line whose {planes} plane byte{'s are' if planes > 1 else ' is'} in `planes` ({side}; the first plane weighs 1{', the next 2, doubling from plane to plane' if planes > 1 else ''}).",
            f"1 row, {planes}bpp planar -> 8 indices. {end.capitalize()} end of the row: {'bit 0' if right else 'bit 7'}{' is on the left' if right else ''}. Plane n = bit n.",
        ),
    )


def encode_row(rng: random.Random) -> Made:
    planes = rng.choice((1, 2, 3, 4))
    cut = rng.random() < 0.5
    body = cpp(
        """
        std::array<uint8_t, @planes> planes{};
        for (int x = 0; x < 8; ++x)
          for (int plane = 0; plane < @planes; ++plane)
            planes[plane] |= (pixels[x] >> plane & 1) << (7 - x);
        return planes;
        """,
        planes=planes,
    )
    top = 1 << planes
    return Made(
        f"std::array<uint8_t, {planes}> @f(const std::array<uint8_t, 8>& pixels)",
        body,
        lambda pixels: [int("".join(str(one // 2**plane % 2) for one in pixels), 2) for plane in range(planes)],
        lambda r: [_pixels(r, 8, 256 if cut else top)],
        (
            f"Write a function that packs 8 colour numbers, the leftmost first, into the {planes} plane byte{'s' * (planes > 1)} of a planar tile row: bit n of each pixel goes to byte n, the leftmost pixel to bit 7. {'Higher bits of a pixel are ignored.' if cut else f'Pixels are below {top}.'}",
            f"How do I encode one row of a tile as {planes}bpp? Result byte n collects bit n of the pixels, first pixel in the most significant bit. {'Only the low ' + str(planes) + ' bits of a pixel matter.' if cut else f'Values run from 0 to {top - 1}.'}",
            f"planes[n] = sum over x of ((pixels[x] >> n) & 1) << (7 - x), n = 0..{planes - 1}"
            + ("; bits above that are dropped." if cut else f"; pixels < {top}."),
            f"The pixel editor holds a row as 8 numbers and has to save it as {planes} bitplane byte{'s' * (planes > 1)}, lowest plane first, left pixel = high bit. {'Cut pixel values to ' + str(planes) + ' bits.' if cut else f'No pixel is above {top - 1}.'}",
        ),
    )


def decode_planar_tile(rng: random.Random) -> Made:
    planes = rng.choice((2, 3, 4, 8))
    size = planes * 8
    extra = {
        2: "",
        3: "; plane 2 follows, one byte a row from byte 16 on",
        4: "; planes 2 and 3 follow in the same way from byte 16 on",
        8: "; each further pair of planes follows in the same way 16 bytes later",
    }[planes]
    if planes == 3:
        fetch = "uint8_t row = plane < 2 ? tile[y * 2 + plane] : tile[16 + y];"
    elif planes == 2:
        fetch = "uint8_t row = tile[y * 2 + plane];"
    else:
        fetch = "uint8_t row = tile[plane / 2 * 16 + y * 2 + plane % 2];"
    body = cpp(
        """
        std::vector<uint8_t> pixels(64);
        for (int y = 0; y < 8; ++y)
          for (int plane = 0; plane < @planes; ++plane) {
            @fetch
            for (int x = 0; x < 8; ++x) pixels[y * 8 + x] |= (row >> (7 - x) & 1) << plane;
          }
        return pixels;
        """,
        planes=planes,
        fetch=fetch,
    )

    def oracle(tile: list[int]) -> list[int]:
        def byte(y: int, plane: int) -> int:
            if planes == 3 and plane == 2:
                return tile[16 + y]
            return tile[16 * (plane // 2) : 16 * (plane // 2) + 16][2 * y + plane % 2]

        return [sum((byte(y, n) // 2 ** (7 - x) % 2) * 2**n for n in range(planes)) for y in range(8) for x in range(8)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [r.randbytes(size)],
        (
            f"Write a function that decodes an 8x8 SNES tile of {planes} bits per pixel ({size} bytes) to 64 colour numbers, row by row. Planes 0 and 1 come interleaved, two bytes a row{extra}. Bit 7 is the left pixel; plane n is bit n of a colour number.",
            f"How do I convert a {planes}bpp SNES tile to one byte a pixel? {size} bytes in, 64 out, from the top left. Bytes 2y and 2y+1 hold planes 0 and 1 of row y{extra}. MSB = left.",
            f"{planes}bpp planar tile -> 8x8 indices. Row y: plane 0 at 2y, plane 1 at 2y+1{extra}. Pixel x takes bit 7-x of each plane byte; plane n has the weight 2^n.",
            f"The sheet view needs plain indexed pixels. Decode one tile of {size} bytes: the first two bitplanes alternate byte by byte, a pair a row{extra}; leftmost pixel in the highest bit; lowest plane = lowest bit. Output is row-major, 64 entries.",
        ),
    )


def flip_pixels(rng: random.Random) -> Made:
    width, height = rng.choice(((8, 8), (16, 16), (8, 16), (16, 8), (4, 4)))
    turn = rng.choice(
        (
            "horizontal",
            "vertical",
            "both",
            "transpose" if width == height else "horizontal",
            "clockwise" if width == height else "vertical",
            "counter" if width == height else "both",
        )
    )
    source = {
        "horizontal": f"y * {width} + {width - 1} - x",
        "vertical": f"({height - 1} - y) * {width} + x",
        "both": f"({height - 1} - y) * {width} + {width - 1} - x",
        "transpose": f"x * {width} + y",
        "clockwise": f"({height - 1} - x) * {width} + y",
        "counter": f"x * {width} + {width - 1} - y",
    }[turn]
    body = f"std::vector<uint8_t> out({width * height});\nfor (int y = 0; y < {height}; ++y)\n  for (int x = 0; x < {width}; ++x) out[y * {width} + x] = pixels[{source}];\nreturn out;"

    def oracle(pixels: list[int]) -> list[int]:
        rows = [pixels[i : i + width] for i in range(0, len(pixels), width)]
        ways: dict[str, list[Sequence[int]]] = {
            "horizontal": [row[::-1] for row in rows],
            "vertical": [*rows[::-1]],
            "both": [row[::-1] for row in rows[::-1]],
            "transpose": [*zip(*rows, strict=True)],
            "clockwise": [*zip(*rows[::-1], strict=True)],
            "counter": [*reversed([*zip(*rows, strict=True)])],
        }
        return [one for row in ways[turn] for one in row]

    what = {
        "horizontal": "mirrors it left to right",
        "vertical": "turns it upside down (the top row becomes the bottom row, columns stay)",
        "both": "rotates it by 180 degrees",
        "transpose": "swaps rows and columns (pixel (x, y) goes to (y, x))",
        "clockwise": "rotates it by 90 degrees clockwise",
        "counter": "rotates it by 90 degrees counterclockwise",
    }[turn]
    return Made(
        f"std::vector<uint8_t> @f({BYTES} pixels)",
        body,
        oracle,
        lambda r: [r.randbytes(width * height)],
        (
            f"Write a function that takes a {width}x{height} picture, one byte a pixel, row by row from the top, and {what}.",
            f"How do I get a copy of a {width} pixels wide and {height} pixels high indexed bitmap that {what}? Rows lie one after the other from the top left.",
            f"{width}x{height}, row-major: out[y][x] = in[{source}]",
            f"There is a button in my tile editor that {what}: the selection is {width} by {height} pixels in a flat vector (top row first). Return the new pixels.",
            f"Bitmap {width}x{height}, 8 bits a pixel, top-down. The function {what}.",
        ),
    )


def flip_planar_rows(rng: random.Random) -> Made:
    across = rng.random() < 0.5
    planes = rng.choice((2, 4, 4))
    size = planes * 8
    if across:
        body = "for (uint8_t& byte : tile) {\n  uint8_t mirrored = 0;\n  for (int bit = 0; bit < 8; ++bit)\n    if (byte >> bit & 1) mirrored |= 0x80 >> bit;\n  byte = mirrored;\n}"
    else:
        body = "for (size_t block = 0; block < tile.size(); block += 16)\n  for (int y = 0; y < 4; ++y) {\n    std::swap(tile[block + y * 2], tile[block + (7 - y) * 2]);\n    std::swap(tile[block + y * 2 + 1], tile[block + (7 - y) * 2 + 1]);\n  }"

    def oracle(tile: list[int]) -> None:
        if across:
            tile[:] = [int(f"{byte:08b}"[::-1], 2) for byte in tile]
            return
        for start in range(0, len(tile), 16):
            pairs = [tile[start + i : start + i + 2] for i in range(0, 16, 2)]
            tile[start : start + 16] = [byte for pair in pairs[::-1] for byte in pair]

    how = "left to right" if across else "top to bottom"
    layout = f"every 16 bytes hold two bitplanes of 8 rows, two bytes a row ({planes}bpp, {size} bytes a tile)"
    return Made(
        f"void @f({BUFFER} tile)",
        body,
        oracle,
        lambda r: [r.randbytes(size * r.randrange(1, 3)) if across else r.randbytes(size)],
        (
            f"Write a function that mirrors a planar SNES tile {how} in place, without decoding it: {layout}.{' Several tiles may follow each other; each is mirrored on its own.' if across else ''}",
            f"How do I flip raw {planes}bpp tile data {how}? In the data {layout}. "
            + ("It is enough to reverse the bits of every byte." if across else "Only the order of the rows changes."),
            (
                "reverse the 8 bits of each byte of `tile`"
                if across
                else f"in each 16-byte block swap the byte pairs of rows y and 7 - y ({planes}bpp tile, {size} bytes)"
            ),
            f"The clipboard holds a tile as the SNES stores it: {layout}. My flip command works on these bytes directly and must mirror the picture {how}.",
        ),
    )


def pack_pixels(rng: random.Random) -> Made:
    bits = rng.choice((1, 2, 4))
    per = 8 // bits
    high = rng.random() < 0.6
    top = (1 << bits) - 1
    shift = f"{8 - bits} - i % {per} * {bits}" if high else f"i % {per} * {bits}"
    body = f"std::vector<uint8_t> packed((pixels.size() + {per - 1}) / {per});\nfor (size_t i = 0; i < pixels.size(); ++i) packed[i / {per}] |= (pixels[i] & {top}) << ({shift});\nreturn packed;"

    def oracle(pixels: list[int]) -> list[int]:
        padded = [one % (top + 1) for one in pixels] + [0] * (-len(pixels) % per)
        groups = [padded[i : i + per] for i in range(0, len(padded), per)]
        result = []
        for group in groups:
            value = 0
            for one in group if high else group[::-1]:
                value = value * (top + 1) + one
            result.append(value)
        return result

    first = "the highest bits" if high else "the lowest bits"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} pixels)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(1, 26))],
        (
            f"Write a function that packs pixels of {bits} bit{'s' * (bits > 1)} into bytes, {per} a byte, the first pixel in {first}. Only the lower {bits} bit{'s' * (bits > 1)} of each element count; the unused bits of the last byte are 0.",
            f"How do I store one-byte pixels as {bits}bpp packed data? {per} pixels share a byte and the first of them takes {first}; mask each pixel with {top}; fill an incomplete last byte with zero bits.",
            f"linear {bits}bpp: byte k = pixels {per}k..{per}k+{per - 1} (each & {top}), first in {first}; missing ones are 0",
            f"For exporting to a format with chunky {bits}-bit pixels I must squeeze my index buffer: {per} to the byte, starting with {first} of each byte, too large values cut to {bits} bit{'s' * (bits > 1)}, zero padded.",
        ),
    )


def unpack_pixels(rng: random.Random) -> Made:
    bits = rng.choice((1, 2, 4))
    per, top = 8 // bits, (1 << bits) - 1
    high = rng.random() < 0.6
    base = rng.choice((0, 0, 16, 32, 128))
    shift = f"{8 - bits} - i * {bits}" if high else f"i * {bits}"
    value = f"byte >> ({shift}) & {top}"
    value = f"{base} + ({value})" if base else value
    body = f"std::vector<uint8_t> pixels;\nfor (uint8_t byte : data)\n  for (int i = 0; i < {per}; ++i) pixels.push_back({value});\nreturn pixels;"

    def oracle(data: list[int]) -> list[int]:
        found = []
        for byte in data:
            text = f"{byte:08b}"
            parts = [base + int(text[i : i + bits], 2) for i in range(0, 8, bits)]
            found += parts if high else parts[::-1]
        return found

    first = "top" if high else "bottom"
    added = f", and {base} is added to each (the first colour of the palette)" if base else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(0, 24))],
        (
            f"Write a function that unpacks {bits}-bit pixels: every byte holds {per}, the first one in the {first} bit{'s' * (bits > 1)}. Return one byte a pixel{added}.",
            f"How do I expand packed {bits}bpp data ({per} pixels a byte, starting at the {first} end of the byte) to an array of pixels{added}?",
            f"for each byte: {per} fields of {bits} bit{'s' * (bits > 1)} from the {first} down".replace(
                "from the bottom down", "from the bottom up"
            )
            + (f", each + {base}" if base else "")
            + " -> one byte each",
            f"The font of my editor is stored {per} pixels to the byte, first pixel in the {first} bits. Turn it into 8-bit pixels that I can blit{added}.",
        ),
    )


def count_colors_used(rng: random.Random) -> Made:
    skip = rng.random() < 0.5
    mask = rng.choice((0x0F, 0x0F, 0xFF, 0x07))
    start = " (colour 0 is transparent and does not count)" if skip else ""
    body = cpp(
        """
        std::array<bool, 256> seen{};
        for (uint8_t pixel : pixels) seen[pixel@mask] = true;
        @skip
        return std::count(seen.begin(), seen.end(), true);
        """,
        mask="" if mask == 255 else f" & {hexadecimal(mask)}",
        skip="seen[0] = false;" if skip else "",
    ).replace("\n\n", "\n")
    masked = f" Only the bits of {hexadecimal(mask)} of a pixel are its colour." if mask != 255 else ""
    return Made(
        f"int @f({BYTES} pixels)",
        body,
        lambda pixels: len({one & mask for one in pixels} - ({0} if skip else set())),
        lambda r: [[r.choice((0, r.randrange(256), r.randrange(20))) for _ in range(r.randrange(40))]],
        (
            f"Write a function that returns how many different colour numbers occur in `pixels`{start}.{masked}",
            f"How do I count the distinct colours of an indexed picture{start}?{masked}",
            f"|{{ p & ${mask:02X} : p in pixels }}|" + (" without 0" if skip else ""),
            f"Before a tile is saved I warn if it has too many colours. Count the different values in it{start}.{masked} An empty buffer has none.",
        ),
    )


def most_used_color(rng: random.Random) -> Made:
    low = rng.random() < 0.6
    skip = rng.random() < 0.5
    compare = ">" if low else ">="
    body = cpp(
        """
        std::array<int, 256> count{};
        for (uint8_t pixel : pixels) ++count[pixel];
        int best = -1;
        for (int color = @first; color < 256; ++color)
          if (count[color] > 0 && (best < 0 || count[color] @compare count[best])) best = color;
        return best;
        """,
        first=int(skip),
        compare=compare,
    )

    def oracle(pixels: list[int]) -> int:
        kept = sorted(one for one in pixels if one or not skip)
        if not kept:
            return -1
        many = max(kept.count(one) for one in kept)
        ties = [one for one in kept if kept.count(one) == many]
        return ties[0] if low else ties[-1]

    tie = "lowest" if low else "highest"
    none = "Transparent pixels (0) are left out. If no pixel is left" if skip else "Without any pixels"
    return Made(
        f"int @f({BYTES} pixels)",
        body,
        oracle,
        lambda r: [_pixels(r, r.choice((0, 1, 4, 8, 16)), r.choice((3, 200)))],
        (
            f"Write a function that returns the colour number that occurs most often in `pixels`; among equally frequent ones the {tie}. {none}, the result is -1.",
            f"How do I find the dominant colour index of a tile? Ties go to the {tie} index. {none}: -1.",
            f"argmax over c{' != 0' if skip else ''} of the number of pixels equal to c; {tie} c on ties; -1 if there is none.",
            f"When a tile is recoloured I start from the colour it uses most (on equal counts take the {tie} number). {none}, give -1.",
        ),
    )


def replace_color(rng: random.Random) -> Made:
    swap = rng.random() < 0.5
    counted = rng.random() < 0.5
    returns = "int" if counted else "void"
    change = (
        "if (pixel == from) {\n    pixel = to;\n    ++changed;\n  }" if counted else "if (pixel == from) pixel = to;"
    )
    if swap:
        change = (
            "if (pixel == from || pixel == to) {\n    pixel = pixel == from ? to : from;\n    ++changed;\n  }"
            if counted
            else "if (pixel == from) pixel = to;\n  else if (pixel == to) pixel = from;"
        )
    body = (
        ("int changed = 0;\n" if counted else "")
        + f"for (uint8_t& pixel : pixels) {{\n  {change}\n}}"
        + ("\nreturn changed;" if counted else "")
    )

    def oracle(pixels: list[int], a: int, b: int) -> int:
        old = list(pixels)
        pixels[:] = [b if one == a else a if swap and one == b else one for one in old]
        return sum(one == a or (swap and one == b) for one in old)

    def given(r: random.Random) -> list[object]:
        colors = [r.randrange(16) for _ in range(4)]
        return [
            [r.choice(colors) for _ in range(r.randrange(24))],
            r.choice(colors),
            r.choice((r.randrange(16), *colors)),
        ]

    what = "exchanges the colours `from` and `to`" if swap else "replaces colour `from` by colour `to`"
    count = (
        (
            " Return how many pixels had one of the two colours (the same colour twice: each pixel of it once)."
            if swap
            else " Return how many pixels had the colour `from`."
        )
        if counted
        else ""
    )
    return Made(
        f"{returns} @f({BUFFER} pixels, uint8_t from, uint8_t to)",
        body,
        oracle,
        given,
        (
            f"Write a function that {what} in an indexed picture, in place.{count}",
            f"How do I write a colour replacement for 8-bit pixels that {what}? All other pixels stay.{count}",
            f"for each pixel: from -> to{', to -> from' if swap else ''}; rest unchanged.{count}",
            f"The recolour tool of my sprite editor {what} everywhere in `pixels`.{count}",
        ),
    )


def blit_transparent(rng: random.Random) -> Made:
    width, key = rng.choice((16, 24, 32)), rng.choice((0, 0, 0xFF, 15))
    side = rng.choice((4, 8))
    body = cpp(
        """
        for (int y = 0; y < @side; ++y)
          for (int x = 0; x < @side; ++x) {
            int px = left + x, py = top + y;
            uint8_t pixel = sprite[y * @side + x];
            if (pixel == @key || px < 0 || px >= @width || py < 0 || py >= @width) continue;
            canvas[py * @width + px] = pixel;
          }
        """,
        side=side,
        key=key,
        width=width,
    )

    def oracle(canvas: list[int], sprite: list[int], left: int, top: int) -> None:
        for place, pixel in enumerate(sprite):
            y, x = divmod(place, side)
            if pixel != key and 0 <= left + x < width and 0 <= top + y < width:
                canvas[(top + y) * width + left + x] = pixel

    def given(r: random.Random) -> list[object]:
        sprite = [r.choice((key, r.randrange(1, 15))) for _ in range(side * side)]
        spots = (-side, -1, 0, width - side, width - 1, width, r.randrange(-3, width))
        return [[0] * (width * width), sprite, r.choice(spots), r.choice(spots)]

    return Made(
        f"void @f({BUFFER} canvas, {BYTES} sprite, int left, int top)",
        body,
        oracle,
        given,
        (
            f"Write a function that draws a {side}x{side} sprite onto a {width}x{width} canvas, its top left corner at (`left`, `top`). Pixels of value {key} are transparent; what lies outside the canvas is clipped. Both are row-major, a byte a pixel.",
            f"How do I blit {side}x{side} pixels with a transparent colour ({key}) and clipping? The canvas has {width} columns and {width} rows; the position may be negative.",
            f"canvas[top+y][left+x] = sprite[y][x] for 0 <= x, y < {side} unless the sprite's pixel is {key} or the target is outside {width}x{width}",
            f"The preview paints sprites ({side} by {side}) into a square bitmap with {width} pixels a side. Colour {key} shows the background, and parts beyond any edge are simply not drawn.",
        ),
    )


def extract_tile(rng: random.Random) -> Made:
    columns, side = rng.choice((8, 16, 4)), rng.choice((8, 8, 16))
    width = columns * side
    rows = rng.choice((1, 2)) if side == 16 else 2
    fill = rng.choice((0, 0xFF))
    body = cpp(
        """
        std::vector<uint8_t> tile(@area, @fill);
        size_t left = index % @columns * @side, top = index / @columns * @side;
        for (size_t y = 0; y < @side; ++y)
          for (size_t x = 0; x < @side; ++x) {
            size_t at = (top + y) * @width + left + x;
            if (at < sheet.size()) tile[y * @side + x] = sheet[at];
          }
        return tile;
        """,
        area=side * side,
        fill=fill,
        columns=columns,
        side=side,
        width=width,
    )

    def oracle(sheet: list[int], index: int) -> list[int]:
        lines = [sheet[i : i + width] for i in range(0, len(sheet), width)]
        row, column = divmod(index, columns)
        part = [line[column * side : (column + 1) * side] for line in lines[row * side : (row + 1) * side]]
        flat = [one for line in part for one in line]
        return flat + [fill] * (side * side - len(flat))

    return Made(
        f"std::vector<uint8_t> @f({BYTES} sheet, size_t index)",
        body,
        oracle,
        lambda r: [r.randbytes(width * side * rows), r.randrange(columns * rows + 2)],
        (
            f"Write a function that cuts tile number `index` out of a sheet that is {width} pixels wide and holds {columns} tiles of {side}x{side} pixels in a row (one byte a pixel, rows from the top). The sheet has whole rows of tiles; a tile beyond its end is all {fill}.",
            f"How do I get a single {side}x{side} tile from an indexed sheet? {columns} tiles side by side ({width} pixels), numbered left to right, then downwards. Numbers past the last tile give {side * side} pixels of {fill}.",
            f"tile[y][x] = sheet[((i / {columns}) * {side} + y) * {width} + (i % {columns}) * {side} + x]; past the end: {fill}",
            f"Clicking on the tile sheet selects tile i. Return its {side * side} pixels row by row; the bitmap's lines are {width} bytes long, so {columns} tiles fit next to each other; nonexistent tiles come out filled with {fill}.",
        ),
    )


def tiles_to_sheet(rng: random.Random) -> Made:
    columns, side = rng.choice((2, 3, 4)), rng.choice((2, 4, 8))
    fill = rng.choice((0, 0, 0xFF, 7))
    area = side * side
    body = cpp(
        """
        size_t count = tiles.size() / @area;
        size_t rows = (count + @columns - 1) / @columns;
        std::vector<uint8_t> sheet(rows * @columns * @area, @fill);
        for (size_t i = 0; i < count * @area; ++i) {
          size_t tile = i / @area, y = i % @area / @side, x = i % @side;
          sheet[(tile / @columns * @side + y) * @columns * @side + tile % @columns * @side + x] = tiles[i];
        }
        return sheet;
        """,
        area=area,
        columns=columns,
        side=side,
        fill=fill,
    )

    def oracle(tiles: list[int]) -> list[int]:
        cut = [tiles[i : i + area] for i in range(0, len(tiles), area)]
        while len(cut) % columns:
            cut.append([fill] * area)
        out: list[int] = []
        for start in range(0, len(cut), columns):
            for y in range(side):
                for tile in cut[start : start + columns]:
                    out += tile[y * side : (y + 1) * side]
        return out

    return Made(
        f"std::vector<uint8_t> @f({BYTES} tiles)",
        body,
        oracle,
        lambda r: [r.randbytes(area * r.randrange(0, 2 * columns + 1))],
        (
            f"Write a function that arranges tiles of {side}x{side} pixels ({area} bytes each, one after the other) as a bitmap with {columns} tiles in a row. Places of the last row without a tile are filled with {fill}; no tiles give an empty bitmap.",
            f"How do I lay out decoded {side}x{side} tiles as a picture {columns * side} pixels wide? They follow each other in the input, {area} pixels each; fill the rest of an incomplete bottom row with {fill}.",
            f"sheet of {columns} columns: tile t goes to column t % {columns}, row t / {columns}; {side}x{side} pixels, row-major; unused area = {fill}; height = as many tile rows as needed",
            f"My PNG export wants one big row-major bitmap from a list of tiles. Each tile is {area} bytes, {side} a line; put {columns} next to each other, then go on below. Empty slots at the end get colour {fill}.",
        ),
    )


def opaque_bounds(rng: random.Random) -> Made:
    width = rng.choice((8, 8, 16, 4))
    inclusive = rng.random() < 0.5
    extra = "" if inclusive else " + 1"
    body = cpp(
        """
        int left = @width, top = @width, right = -1, bottom = -1;
        for (int i = 0; i < @area; ++i)
          if (pixels[i] != 0) {
            left = std::min(left, i % @width), right = std::max(right, i % @width);
            top = std::min(top, i / @width), bottom = std::max(bottom, i / @width);
          }
        if (right < 0) return {0, 0, 0, 0};
        return {left, top, right@extra, bottom@extra};
        """,
        width=width,
        area=width * width,
        extra=extra,
    )

    def oracle(pixels: list[int]) -> list[int]:
        spots = [divmod(place, width) for place, one in enumerate(pixels) if one]
        if not spots:
            return [0] * 4
        ys, xs = zip(*spots, strict=True)
        more = 0 if inclusive else 1
        return [min(xs), min(ys), max(xs) + more, max(ys) + more]

    ends = (
        "right and bottom are the last column and row that have one"
        if inclusive
        else "right and bottom are one more than the last column and row that have one"
    )
    return Made(
        f"std::array<int, 4> @f({BYTES} pixels)",
        body,
        oracle,
        lambda r: [
            [r.randrange(1, 16) if r.random() < chance else 0 for _ in range(width * width)]
            for chance in [r.choice((0, 0.02, 0.05, 0.3))]
        ],
        (
            f"Write a function that returns the smallest rectangle {{left, top, right, bottom}} around the nonzero pixels of a {width}x{width} picture; {ends}. If all are 0 the result is {{0, 0, 0, 0}}.",
            f"How do I find the bounding box of what is not transparent (not 0) in {width}x{width} pixels, row by row? As left, top, right, bottom, where {ends}; four zeros for an empty picture.",
            f"bbox(pixels != 0) on a {width}x{width} grid; {ends}; empty -> 0, 0, 0, 0",
            f"To trim sprites automatically I need the box that holds all visible pixels (value above 0) of my {width}x{width} canvas: left, top, right, bottom; {ends}. Nothing visible: all zero.",
        ),
    )


def make_mask(rng: random.Random) -> Made:
    planes = rng.choice((2, 4))
    inverted = rng.random() < 0.5
    if planes == 2:
        term = "tile[y * 2] | tile[y * 2 + 1]"
    else:
        term = "tile[y * 2] | tile[y * 2 + 1] | tile[y * 2 + 16] | tile[y * 2 + 17]"
    body = f"std::array<uint8_t, 8> mask{{}};\nfor (int y = 0; y < 8; ++y) mask[y] = {f'~({term})' if inverted else term};\nreturn mask;"

    def oracle(tile: list[int]) -> list[int]:
        rows = [tile[2 * y : 2 * y + 2] + (tile[16 + 2 * y : 18 + 2 * y] if planes == 4 else []) for y in range(8)]
        found = []
        for row in rows:
            bits = sum(1 << bit for bit in range(8) if any(byte >> bit & 1 for byte in row))
            found.append(255 - bits if inverted else bits)
        return found

    what = "transparent (colour 0)" if inverted else "opaque (any colour but 0)"
    where = "bytes 2y and 2y + 1" if planes == 2 else "bytes 2y, 2y + 1, 2y + 16 and 2y + 17"
    return Made(
        f"std::array<uint8_t, 8> @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0, r.randrange(256))) for _ in range(planes * 8))],
        (
            f"Write a function that makes a 1-bit mask of a {planes}bpp SNES tile: 8 bytes, one a row, in which a bit is set where the pixel is {what}. The planes of row y are in {where}.",
            f"How do I compute the {'background' if inverted else 'coverage'} mask of a planar {planes}bpp tile? A pixel's bits are at the same bit position of {where} for row y; set the mask bit if the pixel is {what}.",
            f"mask[y] = {'~' if inverted else ''}(OR of {where}), y = 0..7",
            f"For collision by pixel I want to know which pixels of a tile are {what}: one byte per row with the bits where the tile data has them. {planes} bits a pixel; row y: {where}.",
        ),
    )


def find_duplicates(rng: random.Random) -> Made:
    size = rng.choice((4, 8, 16))
    result = rng.choice(("first", "count"))
    first = "std::equal(tiles.begin() + i * @size, tiles.begin() + (i + 1) * @size, tiles.begin() + other * @size)"
    if result == "first":
        body = cpp(
            "std::vector<uint16_t> first;\nfor (size_t i = 0; i < tiles.size() / @size; ++i) {\n  size_t other = 0;\n  while (!"
            + first
            + ") ++other;\n  first.push_back(static_cast<uint16_t>(other));\n}\nreturn first;",
            size=size,
        )
    else:
        body = cpp(
            "int count = 0;\nfor (size_t i = 0; i < tiles.size() / @size; ++i) {\n  size_t other = 0;\n  while (!"
            + first
            + ") ++other;\n  if (other < i) ++count;\n}\nreturn count;",
            size=size,
        )

    def oracle(tiles: list[int]) -> object:
        cut = [tuple(tiles[i : i + size]) for i in range(0, len(tiles), size)]
        return [cut.index(one) for one in cut] if result == "first" else len(cut) - len(set(cut))

    def given(r: random.Random) -> list[object]:
        some = [r.randbytes(size) for _ in range(3)]
        some.append(some[0][:-1] + bytes([some[0][-1] ^ 1]))
        return [b"".join(r.choice(some) for _ in range(r.randrange(9)))]

    wanted = (
        "for each tile the number of the first tile that equals it (its own if none before does)"
        if result == "first"
        else "how many tiles equal an earlier one"
    )
    return Made(
        f"{'std::vector<uint16_t>' if result == 'first' else 'int'} @f({BYTES} tiles)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for duplicates among tiles of {size} bytes which lie one after the other, and returns {wanted}. Tiles are equal if all {size} bytes are.",
            f"How do I detect repeated tiles in a graphics buffer ({size} bytes a tile, no partial tile)? I need {wanted}.",
            f"tiles of {size} bytes: "
            + (
                "first[i] = min j with tile j == tile i"
                if result == "first"
                else "number of i with some j < i, tile j == tile i"
            ),
            f"My tile optimiser reports what could be saved: {wanted}. `tiles` holds whole tiles of {size} bytes, numbered from 0.",
        ),
    )


def scale_up(rng: random.Random) -> Made:
    width, times = rng.choice((2, 3, 4, 8)), rng.choice((2, 2, 3, 4))
    body = cpp(
        """
        size_t height = pixels.size() / @width;
        std::vector<uint8_t> out;
        for (size_t y = 0; y < height * @times; ++y)
          for (size_t x = 0; x < @width * @times; ++x) out.push_back(pixels[y / @times * @width + x / @times]);
        return out;
        """,
        width=width,
        times=times,
    )

    def oracle(pixels: list[int]) -> list[int]:
        out: list[int] = []
        for start in range(0, len(pixels), width):
            line = [one for one in pixels[start : start + width] for _ in range(times)]
            out += line * times
        return out

    return Made(
        f"std::vector<uint8_t> @f({BYTES} pixels)",
        body,
        oracle,
        lambda r: [r.randbytes(width * r.randrange(0, 5))],
        (
            f"Write a function that enlarges a picture {width} pixels wide by the factor {times}: every pixel becomes a {times}x{times} block. Both pictures are row by row, a byte a pixel; the height follows from the size.",
            f"How do I zoom indexed pixels {times}x without smoothing? The source is {width} wide and any number of whole rows high; the result is {width * times} wide.",
            f"out[y][x] = in[y / {times}][x / {times}]; in: width {width}, out: width {width * times}, height times {times}",
            f"The zoom slider is at {times}00 %. Give me the nearest-neighbour magnification of `pixels` ({width} a row) as a flat vector.",
        ),
    )


RECIPES = (
    decode_row,
    encode_row,
    decode_planar_tile,
    flip_pixels,
    flip_planar_rows,
    pack_pixels,
    unpack_pixels,
    count_colors_used,
    most_used_color,
    replace_color,
    blit_transparent,
    extract_tile,
    tiles_to_sheet,
    opaque_bounds,
    make_mask,
    find_duplicates,
    scale_up,
)
