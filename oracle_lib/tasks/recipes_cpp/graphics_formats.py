"""Rarer forms of graphics: direct color, offsets per tile, hi-res, bitmaps of the Super FX, row masks, color sets, CSV maps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def direct_color(rng: random.Random) -> Made:
    many = rng.random() < 0.5
    tile = rng.random() < 0.6
    bits = "palette" if tile else ""
    value = "(p & 7) << 2 | (p & 0x38) << 4 | (p & 0xC0) << 7"
    extra = " | (palette & 1) << 1 | (palette & 2) << 5 | (palette & 4) << 10" if tile else ""
    if many:
        body = f"std::vector<uint16_t> colors;\nfor (int p : pixels) colors.push_back({value}{extra});\nreturn colors;"
        signature = f"std::vector<uint16_t> @f({BYTES} pixels{', int palette' if tile else ''})"
    else:
        body = f"return {value}{extra};"
        signature = f"uint16_t @f(uint8_t p{', int palette' if tile else ''})"

    def one(pixel: int, palette: int = 0) -> int:
        low = f"{palette & 7:03b}"
        digits = f"{pixel:08b}"
        blue, green, red = digits[:2] + low[0] + "00", digits[2:5] + low[1] + "0", digits[5:] + low[2] + "0"
        return int(blue + green + red, 2)

    def all_of(pixels: list[int], palette: int = 0) -> list[int]:
        return [one(pixel, palette) for pixel in pixels]

    def given(r: random.Random) -> list[object]:
        first: object = r.randbytes(r.randrange(0, 7)) if many else r.choice((0, 0xFF, r.randrange(256)))
        return [first, *([r.randrange(8)] if tile else [])]

    low = (
        "the palette bits of the tile (bit 0: red, 1: green, 2: blue) come next to them: red is RRRr0, green GGGg0, blue BBb00"
        if bits
        else "the other bits are 0: red is RRR00, green GGG00, blue BB000"
    )
    what = "each pixel" if many else "a pixel"
    return Made(
        signature,
        body,
        all_of if many else one,
        given,
        (
            f"Direct color mode: {what} BBGGGRRR to BGR555; {low}.",
            f"Write a function that gives the color of {what} in the SNES's direct color mode, in which 8-bit pixels are colors instead of palette indexes. The pixel is BBGGGRRR (highest bit first); {low}. The result has red in bits 0-4, green in 5-9 and blue in 10-14.",
            f"How do I show direct color graphics without CGRAM? Pixel bits BBGGGRRR, {low}; I need 15-bit words 0BBBBBGGGGGRRRRR{' in the pixels order' if many else ''}.",
            f"BBGGGRRR{' + palette bgr' if tile else ''} -> 0{'BBb00GGGg0RRRr0' if tile else 'BB000GGG00RRR00'}",
            f"The background of this game is 8bpp with CGWSEL bit 0 set, so its pixels hold colors: BBGGGRRR, where {low}. Convert {'them' if many else 'one'} to CGRAM format for my viewer.",
        ),
    )


def offset_per_tile(rng: random.Random) -> Made:
    layer = rng.choice((1, 2))
    mode4 = rng.random() < 0.4
    bit = 0x2000 if layer == 1 else 0x4000
    if mode4:
        body = f"if (!(entry & 0x{bit:X})) return {{scrollX, scrollY}};\nif (entry & 0x8000) return {{scrollX, entry & 0x3FF}};\nreturn {{(entry & 0x3F8) | (scrollX & 7), scrollY}};"
        signature = "std::array<int, 2> @f(uint16_t entry, int scrollX, int scrollY)"
    else:
        body = f"if (h & 0x{bit:X}) scrollX = (h & 0x3F8) | (scrollX & 7);\nif (v & 0x{bit:X}) scrollY = v & 0x3FF;\nreturn {{scrollX, scrollY}};"
        signature = "std::array<int, 2> @f(uint16_t h, uint16_t v, int scrollX, int scrollY)"

    def oracle(*numbers: int) -> list[int]:
        *entries, x, y = numbers
        place = 2 if layer == 1 else 1
        pieces = [f"{entry:016b}" for entry in entries]
        if mode4:
            digits = pieces[0]
            across, down = (digits if digits[0] == "0" else ""), (digits if digits[0] == "1" else "")
        else:
            across, down = pieces
        if across and across[place] == "1":
            x = int(across[6:13] + f"{x % 8:03b}", 2)
        if down and down[place] == "1":
            y = int(down[6:], 2)
        return [x, y]

    def given(r: random.Random) -> list[int]:
        entries = [
            r.choice((r.getrandbits(16), bit | r.getrandbits(10), 0x8000 | bit | r.getrandbits(10)))
            for _ in range(1 if mode4 else 2)
        ]
        return [*entries, r.randrange(1024), r.randrange(1024)]

    if mode4:
        rule = f"bit {bit.bit_length() - 1} of the entry enables it for BG{layer}; bit 15 says that it is vertical (y becomes bits 0-9 of the entry), otherwise it is horizontal (x becomes bits 3-9 of the entry with the lower three bits of scrollX)"
        mode, words = "4", "`entry`"
    else:
        rule = f"bit {bit.bit_length() - 1} of each word enables it for BG{layer}; `h` replaces x by its bits 3-9 with the lower three bits of scrollX, `v` replaces y by its bits 0-9"
        mode, words = "2", "`h` and `v`"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Offset per tile, mode {mode}: effective {{x, y}} scroll of a BG{layer} column from {words} and scrollX/scrollY (0-1023). {rule[0].upper() + rule[1:]}.",
            f"Write a function that computes how far one column of tiles of BG{layer} is scrolled in mode {mode} with offset change per tile. {rule[0].upper() + rule[1:]}. What isn't replaced is scrollX and scrollY (0 to 1023). Return {{x, y}}.",
            f"How do I emulate OPT data in mode {mode}? For a column I have {words} from BG3's map: {rule}. The result is {{x, y}}; where nothing is enabled, the normal scroll values.",
            f"{{x, y}} = scroll, {rule}",
            f"The wavy background of this game uses mode {mode}: BG3 holds {'an entry' if mode4 else 'two entries'} for each column ({rule}). Give me the column's scroll values for my renderer.",
        ),
    )


def hires_line(rng: random.Random) -> Made:
    split = rng.random() < 0.4
    sub_first = rng.random() < 0.7
    if split:
        keep = 0 if sub_first else 1
        body = f"std::vector<uint16_t> main, sub;\nfor (size_t x = 0; x + 1 < line.size(); x += 2) {{\n  sub.push_back(line[x + {keep}]);\n  main.push_back(line[x + {1 - keep}]);\n}}\nmain.insert(main.end(), sub.begin(), sub.end());\nreturn main;".replace(
            "x + 0", "x"
        )
        signature = f"std::vector<uint16_t> @f({WORDS} line)"
    else:
        a, b = ("sub[x]", "main[x]") if sub_first else ("main[x]", "sub[x]")
        body = f"std::vector<uint16_t> line;\nfor (size_t x = 0; x < std::min(main.size(), sub.size()); ++x) {{\n  line.push_back({a});\n  line.push_back({b});\n}}\nreturn line;"
        signature = f"std::vector<uint16_t> @f({WORDS} main, {WORDS} sub)"

    def oracle(one: list[int], two: list[int] | None = None) -> list[int]:
        if two is None:
            even = len(one) // 2 * 2
            left, right = one[:even:2], one[1:even:2]
            return right + left if sub_first else left + right
        pairs = zip(two, one, strict=False) if sub_first else zip(one, two, strict=False)
        return [color for pair in pairs for color in pair]

    def given(r: random.Random) -> list[object]:
        return [[r.getrandbits(15) for _ in range(r.randrange(0, 9))] for _ in range(1 if split else 2)]

    order = (
        "the subscreen's pixel is left of the main screen's"
        if sub_first
        else "the main screen's pixel is left of the subscreen's"
    )
    if split:
        asks: tuple[str, ...] = (
            f"Split a hi-res line (pairs of pixels; {order}) into its screens: all main pixels, then all sub pixels. Odd last pixel: drop.",
            f"Write a function that takes a line of 512 (or any number of) pixels apart. Pixels come in pairs, and {order}. Return first the main screen's pixels from left to right, then the subscreen's. A last pixel without partner is left out.",
            f"How do I import a 512-pixel picture for pseudo hi-res? {order[0].upper() + order[1:]}. Output: main line followed by sub line, floor(size / 2) pixels each.",
            f"main = pixels {'1, 3, 5' if sub_first else '0, 2, 4'} ..., sub = pixels {'0, 2, 4' if sub_first else '1, 3, 5'} ...; return main, then sub (whole pairs)",
            f"In mode 5 the two screens are woven together ({order}). Undo that for one line of colors: the main screen's half first, the sub screen's behind it; an odd pixel at the end is no pair.",
        )
    else:
        asks = (
            f"Weave main and sub screen lines into a hi-res line; {order}. Length: twice the shorter one.",
            f"Write a function that makes one hi-res scanline out of the colors of main screen and subscreen. At every x there are two narrow pixels: {order}. Stop where either line ends.",
            f"How do I draw what the console shows in pseudo hi-res? Two lines of colors in, one of double width out; {order}; surplus pixels of the longer line are dropped.",
            f"out[2x], out[2x + 1] = {'sub[x], main[x]' if sub_first else 'main[x], sub[x]'}, x < min(sizes)",
            f"My emulator view must show both screens side by side within each pixel: {order}. Merge the two lines; both should be equally long, otherwise cut.",
        )
    return Made(signature, body, oracle, given, asks)


def superfx_place(rng: random.Random) -> Made:
    height = rng.choice((128, 160, 192))
    bpp = rng.choice((2, 4, 8))
    what = rng.choice(("address", "pixel"))
    tile = f"(x / 8 * {height // 8} + y / 8)"
    address = f"{tile} * {8 * bpp} + y % 8 * 2"
    if what == "address":
        signature = "int @f(int x, int y)"
        body = f"return {address};"
    else:
        signature = f"int @f({BYTES} screen, int x, int y)"
        body = f"int at = {address}, color = 0;\nfor (int p = 0; p < {bpp}; ++p) color |= (screen[at + p / 2 * 16 + p % 2] >> (7 - x % 8) & 1) << p;\nreturn color;"

    def place(x: int, y: int) -> int:
        column, row = x // 8, y // 8
        tiles_before = sum(height // 8 for _ in range(min(column, 64))) + row
        return 8 * bpp * tiles_before + 2 * (y - 8 * row)

    def oracle(*given: object) -> int:
        if what == "address":
            x, y = given
            assert isinstance(x, int) and isinstance(y, int)
            return place(x, y)
        screen, x, y = given
        assert isinstance(screen, list) and isinstance(x, int) and isinstance(y, int)
        at = place(x, y)
        rows = [f"{screen[at + 16 * pair + low]:08b}" for pair in range(bpp // 2) for low in (0, 1)]
        return int("".join(row[x % 8] for row in rows[::-1]), 2)

    def given(r: random.Random) -> list[object]:
        if what == "address":
            return [r.choice((0, 7, 8, 255, r.randrange(256))), r.choice((0, 7, 8, height - 1, r.randrange(height)))]
        return [r.randbytes(8 * bpp * height // 8 * 2), r.randrange(16), r.randrange(height)]

    wanted = (
        "the offset of the byte with plane 0 of the row of pixel (x, y)"
        if what == "address"
        else "the color of pixel (x, y)"
    )
    layout = f"{bpp}bpp tiles of {8 * bpp} bytes in columns: the first {height // 8} tiles are the leftmost 8 pixels from top to bottom, then comes the next column"
    planes = (
        ""
        if what == "address"
        else " In a tile planes come in pairs of 16 bytes, two bytes a row, bit 7 left, plane 0 lowest."
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Super FX bitmap {height} pixels high, {bpp}bpp: return {wanted}. Tiles run down columns of {height // 8}.",
            f"Write a function that returns {wanted} in a frame buffer of the Super FX. It consists of {layout}.{planes} Each row of a tile has two bytes in the first 16, so row r begins at byte 2r of its tile.",
            f"How do I address the GSU's screen ({height} lines, {bpp} planes)? It has {layout}. Wanted: {wanted}.{planes}",
            f"tile = x / 8 * {height // 8} + y / 8; at = tile * {8 * bpp} + (y & 7) * 2{'' if what == 'address' else '; color from planes at + p / 2 * 16 + p % 2, bit 7 - (x & 7)'}",
            f"My Star Fox viewer reads the chip's bitmap: {layout}.{planes} For a pixel give me {'where its row starts in it (the byte of plane 0)' if what == 'address' else 'its color'}.",
        ),
    )


def linear_word_rows(rng: random.Random) -> Made:
    low = rng.random() < 0.6
    unpack = rng.random() < 0.5
    shift = "2 * x" if low else "14 - 2 * x"
    side = "the lowest two bits are the leftmost pixel" if low else "the highest two bits are the leftmost pixel"
    if unpack:
        body = f"std::vector<uint8_t> pixels;\nfor (size_t at = 0; at + 1 < data.size(); at += 2) {{\n  int row = data[at] | data[at + 1] << 8;\n  for (int x = 0; x < 8; ++x) pixels.push_back(row >> ({shift}) & 3);\n}}\nreturn pixels;"

        def oracle(data: list[int]) -> list[int]:
            out: list[int] = []
            for i in range(0, len(data) - 1, 2):
                digits = f"{data[i + 1]:08b}{data[i]:08b}"
                row = [int(digits[k : k + 2], 2) for k in range(0, 16, 2)]
                out += row[::-1] if low else row
            return out

        asks = (
            f"Unpack 2-bit rows stored as little-endian words (8 pixels each, {side}) to a byte a pixel; an odd last byte is ignored.",
            f"Write a function that decodes graphics of the Virtual Boy kind: each row of 8 pixels is a 16-bit word, low byte first, with two bits a pixel; {side}. Return one byte a pixel from 0 to 3. A single byte left over is no row.",
            f"How do I read non-planar 2bpp tiles? 16-bit rows in little-endian order, {side}. Output: pixels one after another, whole rows only.",
            f"p[x] = word >> {'2x' if low else '(14 - 2x)'} & 3, x = 0..7, words LE",
            f"The tool chain exports tiles with 2 adjacent bits for each pixel in words (LE; {side}). Expand them to bytes for editing, as many as there are full words.",
        )
        return Made(
            f"std::vector<uint8_t> @f({BYTES} data)", body, oracle, lambda r: [r.randbytes(r.randrange(0, 9))], asks
        )
    planar = rng.random() < 0.5
    if planar:
        body = f"std::vector<uint8_t> out;\nfor (uint16_t row : rows) {{\n  int first = 0, second = 0;\n  for (int x = 0; x < 8; ++x) {{\n    first |= (row >> ({shift}) & 1) << (7 - x);\n    second |= (row >> ({shift}) >> 1 & 1) << (7 - x);\n  }}\n  out.push_back(first);\n  out.push_back(second);\n}}\nreturn out;"
    else:
        body = "std::vector<uint8_t> out;\nfor (uint16_t row : rows) {\n  int seen = 0;\n  for (int x = 0; x < 8; ++x) seen |= 1 << (row >> 2 * x & 3);\n  out.push_back(seen);\n}\nreturn out;"

    def convert(rows: list[int]) -> list[int]:
        out: list[int] = []
        for row in rows:
            digits = f"{row:016b}"
            pixels = [digits[k : k + 2] for k in range(0, 16, 2)]
            pixels = pixels[::-1] if low else pixels
            if planar:
                out += [int("".join(pixel[1] for pixel in pixels), 2), int("".join(pixel[0] for pixel in pixels), 2)]
            else:
                out.append(sum(2 ** int(pixel, 2) for pixel in set(pixels)))
        return out

    result = (
        "the SNES 2bpp form: for each row the byte of plane 0, then that of plane 1, bit 7 on the left"
        if planar
        else "for each row a set of the colors in it (bit c is 1 if color c occurs)"
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} rows)",
        body,
        convert,
        lambda r: [[r.choice((0, 0xFFFF, 0x5555, r.getrandbits(16))) for _ in range(r.randrange(0, 9))]],
        (
            f"Rows of 8 pixels as words with two adjacent bits a pixel ({side}): return {result}.",
            f"Write a function for graphics that are not planar: each word is a row of 8 pixels of two bits, and {side}. Return {result}.",
            f"How do I {'bring chunky 2-bit tiles to the SNES' if planar else 'check the colors of chunky 2-bit rows'}? In each word {side}. Wanted: {result}.",
            f"word = 8 x 2 bits, {side} -> {result}",
            f"Artwork from another machine has its rows as 16-bit words, pixel by pixel ({side}). My tool needs {result}.",
        ),
    )


def row_mask_tiles(rng: random.Random) -> Made:
    pack = rng.random() < 0.5
    high = rng.random() < 0.5
    unit = rng.choice((1, 2))
    bit = "0x80 >> y" if high else "1 << y"
    name = "bit 7 for the top row" if high else "bit 0 for the top row"
    row = "byte" if unit == 1 else "pair of bytes"
    size = 8 * unit
    if pack:
        same = (
            "tile[y] == tile[y - 1]"
            if unit == 1
            else "tile[y * 2] == tile[y * 2 - 2] && tile[y * 2 + 1] == tile[y * 2 - 1]"
        )
        add = (
            "rows.push_back(tile[y]);"
            if unit == 1
            else "rows.push_back(tile[y * 2]);\n    rows.push_back(tile[y * 2 + 1]);"
        )
        body = f"int mask = 0;\nstd::vector<uint8_t> rows;\nfor (int y = 0; y < 8; ++y) {{\n  if (y > 0 && {same}) {{\n    mask |= {bit};\n  }} else {{\n    {add}\n  }}\n}}\nrows.insert(rows.begin(), mask);\nreturn rows;"

        def oracle(tile: list[int]) -> list[int]:
            rows = [tile[i : i + unit] for i in range(0, size, unit)]
            flags = ["1" if before == now else "0" for before, now in zip([[-1], *rows], rows, strict=False)]
            kept = [byte for flag, one in zip(flags, rows, strict=True) if flag == "0" for byte in one]
            return [int("".join(flags if high else flags[::-1]), 2), *kept]

        return Made(
            f"std::vector<uint8_t> @f({BYTES} tile)",
            body,
            oracle,
            lambda r: [
                [
                    byte
                    for _ in range(8)
                    for byte in r.choice(([0] * unit, [0xFF] * unit, [0] * unit, list(r.randbytes(unit))))
                ]
            ],
            (
                f"Pack a tile of 8 rows ({unit} byte{'s' * (unit > 1)} each): a mask whose bits mark rows equal to the row above ({name}), then the other rows.",
                f"Write a function that compresses one tile of {size} bytes, a {row} a row. The first byte of the result is a mask with a bit for every row, {name}: 1 means that the row is the same as the one above it (never for the top row). Behind it come the rows with bit 0, from the top.",
                f"How do I exploit repeated rows in tiles? Mask byte ({name}; set = like the row before), then only the rows that differ. A row is a {row}.",
                f"mask, rows with row[y] != row[y - 1] (row 0 always); {name}",
                f"Flat art has many equal neighbouring rows. Encode a tile ({size} bytes): one byte says which rows repeat their predecessor ({name}), the remaining rows follow.",
            ),
        )
    read = "row = data[at++];" if unit == 1 else "row = data[at++];\n      other = data[at++];"
    put = "tile.push_back(row);" if unit == 1 else "tile.push_back(row);\n    tile.push_back(other);"
    body = f"std::vector<uint8_t> tile;\nsize_t at = 0;\nwhile (at < data.size()) {{\n  int mask = data[at++];\n  uint8_t row = 0{', other = 0' if unit == 2 else ''};\n  for (int y = 0; y < 8; ++y) {{\n    if (!(mask & {bit})) {{\n      {read}\n    }}\n    {put}\n  }}\n}}\nreturn tile;"

    def decode(data: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(data)
        while rest:
            flags = f"{rest[0]:08b}" if high else f"{rest[0]:08b}"[::-1]
            rest = rest[1:]
            row = [0] * unit
            for flag in flags:
                if flag == "0":
                    row, rest = rest[:unit], rest[unit:]
                out += row
        return out

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(0, 3)):
            mask = r.choice((0, 0xFF, r.randrange(256)))
            out += bytes([mask]) + r.randbytes(unit * f"{mask:08b}".count("0"))
        return [out]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        decode,
        given,
        (
            f"Unpack tiles of 8 rows: mask byte ({name}), then a {row} for every 0 bit; a 1 bit repeats the row above (zeros for the top row). Until the data end.",
            f"Write a function that decompresses tiles of {size} bytes. For each tile there is a mask byte, {name}. A row whose bit is 0 is read from the data (a {row}), one whose bit is 1 is the same as the row above it in this tile, or 0 if it is the top row. Complete tiles follow each other to the end of the data.",
            f"How do I decode this tile format? Byte: which rows repeat ({name}, 1 = like the row before, the first one like a row of zeros). Then the other rows, {unit} byte{'s' * (unit > 1)} each. Next tile, and so on.",
            f"per tile: mask; row[y] = mask bit y ? row[y - 1] (0 for y = 0) : next {row}; {name}",
            f"The game stores flat tiles with repeat masks: a set bit ({name}) copies the row above (nothing above: zeros), a clear one takes a {row} from the stream. Expand all tiles in `data`.",
        ),
    )


def color_set_tiles(rng: random.Random) -> Made:
    count = rng.choice((2, 4))
    packed = rng.random() < 0.5
    bits = count // 2
    heads = count // 2 if packed else count
    per_tile = heads + 64 * bits // 8
    get = "data[at + c / 2] >> (c % 2 * 4) & 15" if packed else "data[at + c]"
    body = cpp(
        """
        std::vector<uint8_t> pixels;
        for (size_t at = 0; at + @size <= data.size(); at += @size)
          for (int i = 0; i < 64; ++i) {
            int c = data[at + @heads + i / @per] >> (@shift) & @mask;
            pixels.push_back(@get);
          }
        return pixels;
        """,
        size=per_tile,
        heads=heads,
        per=8 // bits,
        shift="7 - i % 8" if bits == 1 else "6 - i % 4 * 2",
        mask=count - 1,
        get=get,
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        for start in range(0, len(data) - per_tile + 1, per_tile):
            head, rest = data[start : start + heads], data[start + heads : start + per_tile]
            colors = [int(digit, 16) for byte in head for digit in f"{byte:02x}"[::-1]] if packed else head
            digits = "".join(f"{byte:08b}" for byte in rest)
            out += [colors[int(digits[i : i + bits], 2)] for i in range(0, 64 * bits, bits)]
        return out

    head_said = (
        f"{count} colors in {heads} byte{'s' * (heads > 1)} (low nibble first)"
        if packed
        else f"{count} colors, a byte each"
    )
    pixel_said = "8 bytes, one bit a pixel" if bits == 1 else "16 bytes, two bits a pixel"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(per_tile * r.randrange(0, 3) + r.choice((0, 0, 3)))],
        (
            f"Expand 8x8 tiles with own color sets: {head_said}, then {pixel_said} (row by row, highest bits left) that choose among them. Partial tile at the end: skip.",
            f"Write a function that decodes tiles of {per_tile} bytes. A tile begins with {head_said}, numbered from 0. Then come {pixel_said}: its pixels from left to right and from top to bottom, the first in the highest bits of a byte, each the number of one of the colors. Return 64 colors a tile; an incomplete tile is ignored.",
            f"How do I decode block graphics with {count} colors a tile? Header: {head_said}. Body: {pixel_said}, leftmost pixel in the high bits. I want a byte a pixel, whole tiles only.",
            f"tile = {head_said} | {pixel_said}, MSB first; pixel = colors[bits]",
            f"Cutscene pictures of this game use a tiny format: for each 8x8 block {head_said}, and {pixel_said} (from the top bit down, row after row). Unpack them one block after the other; stop when fewer than {per_tile} bytes remain.",
        ),
    )


def csv_of_map(rng: random.Random) -> Made:
    sep = rng.choice((",", ",", ";"))
    first = rng.choice((0, 1))
    if rng.random() < 0.5:
        body = cpp(
            """
            std::string text;
            for (size_t i = 0; i < map.size(); ++i) {
              text += std::to_string(map[i]@minus);
              text += (i + 1) % width == 0 ? '\\n' : '@sep';
            }
            return text;
            """,
            minus=" + 1" if first else "",
            sep=sep,
        )

        def oracle(cells: list[int], width: int) -> str:
            rows = [cells[i : i + width] for i in range(0, len(cells), width)]
            return "".join(sep.join(str(cell + first) for cell in row) + "\n" for row in rows)

        def rows_of(r: random.Random) -> list[object]:
            width = r.randrange(1, 5)
            return [[r.choice((0, 9, 10, r.randrange(1024))) for _ in range(width * r.randrange(0, 4))], width]

        plus = " Numbers in the file are one larger (0 means empty there)." if first else ""
        return Made(
            f"std::string @f({WORDS} map, int width)",
            body,
            oracle,
            rows_of,
            (
                f"Map to CSV: decimal cells separated by `{sep}`, a line for each row of `width`, newline after every row.{plus}",
                f"Write a function that exports a map as text. The cells (whole rows of `width`) are written in decimal with a `{sep}` between two of a row and no spaces; each row ends with a newline instead.{plus}",
                f"How do I hand my tilemap to a generic map editor? As `{sep}`-separated decimal numbers, row by row, each line closed by LF.{plus}",
                f"rows of `width`: join(cells{' + 1' if first else ''}, '{sep}') + '\\n'",
                f"To compare map versions with text tools I write them as CSV (separator `{sep}`, LF after each of the rows, also the last).{plus} An empty map is an empty text.",
            ),
        )
    body = cpp(
        """
        std::vector<int> cells;
        int value = 0;
        bool digits = false;
        for (char c : text + "\\n") {
          if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            digits = true;
          } else if (c == '@sep' || c == '\\n') {
            if (digits || c == '@sep') cells.push_back(digits ? value@minus : @none);
            value = 0;
            digits = false;
          } else if (c != ' ') {
            return {};
          }
        }
        return cells;
        """,
        sep=sep,
        minus=" - 1" if first else "",
        none=-1,
    )

    def parse(text: str) -> list[int]:
        if set(text) - set(f"0123456789 \n{sep}"):
            return []
        out = []
        for line in text.split("\n"):
            fields = [field.replace(" ", "") for field in line.split(sep)]
            if fields[-1] == "":
                fields.pop()
            out += [int(field) - first if field else -1 for field in fields]
        return out

    def given(r: random.Random) -> list[object]:
        lines = [
            sep.join(
                r.choice((str(r.randrange(300)), f" {r.randrange(20)}", "", "7 ")) for _ in range(r.randrange(0, 4))
            )
            for _ in range(r.randrange(0, 4))
        ]
        return ["\n".join(lines) + r.choice(("", "\n", sep, "x"))]

    minus = " Subtract 1 from each number." if first else ""
    return Made(
        "std::vector<int> @f(const std::string& text)",
        body,
        parse,
        given,
        (
            f"Read a CSV map (decimal, `{sep}`, lines): all cells in order. Spaces don't count; a field without a number is -1, but nothing behind the last `{sep}` of a line is no field, nor is an empty line. Other characters: empty result.{minus}",
            f"Write a function that reads the cells of a map from text. Fields are decimal numbers, separated by `{sep}` within a line; spaces are ignored wherever they are. A field with no digits that is followed by `{sep}` gives -1; one at the end of a line is no field. Any character but digits, spaces, `{sep}` and newlines makes the whole result empty.{minus} Numbers are small.",
            f"How do I import maps from a spreadsheet ({sep} as separator)? Return the numbers of all lines one after another, -1 for an empty field before a `{sep}`, nothing for an empty end of a line. Skip spaces; on any foreign character return nothing at all.{minus}",
            f"cells of lines split at '{sep}': number{' - 1' if first else ''}, empty -> -1, empty last field of a line dropped; spaces removed; foreign character -> {{}}",
            f"My level tool accepts pasted tables: digits, `{sep}`, line breaks and spaces (which mean nothing). Where a `{sep}` has no number before it the cell is -1, while a line may end with `{sep}` or be empty without a further cell. If something else is in the text, give back an empty list.{minus}",
        ),
    )


def upload_plan(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Transfer", "Upload", "Dma")), (("int", "start"), ("int", "size")))
    budget = rng.choice((0x1000, 0x800, 0x600))
    what = rng.choice(("frames", "first"))
    name = struct.name
    if what == "frames":
        body = f"int frames = 0, used = {budget};\nfor (const {name}& one : transfers)\n  for (int left = one.size; left > 0;) {{\n    if (used == {budget}) {{\n      ++frames;\n      used = 0;\n    }}\n    int part = std::min(left, {budget} - used);\n    used += part;\n    left -= part;\n  }}\nreturn frames;"
        returns = "int"
        wanted = "how many frames it takes to send them all"
    else:
        body = f"std::vector<{name}> frame;\nint left = {budget};\nfor (const {name}& one : transfers) {{\n  int part = std::min(one.size, left);\n  if (part > 0) frame.push_back({{one.start, part}});\n  left -= part;\n}}\nreturn frame;"
        returns = f"std::vector<{name}>"
        wanted = "the transfers of the first frame, the last one shortened to what fits"

    def oracle(items: list[Record]) -> object:
        sizes = [(one.start, one.size) for one in items]  # type: ignore[attr-defined]
        if what == "frames":
            return -(-sum(size for _, size in sizes) // budget)
        out, before = [], 0
        for start, size in sizes:
            part = min(before + size, budget) - min(before, budget)
            before += size
            if part:
                out.append(Record(("start", "size"), (start, part)))
        return out

    def given(r: random.Random) -> list[object]:
        return [
            [
                Record(
                    ("start", "size"),
                    (r.randrange(0x8000), r.choice((0, 0x20, budget, budget // 2, budget + 0x20, r.randrange(0x1000)))),
                )
                for _ in range(r.randrange(0, 5))
            ]
        ]

    return Made(
        f"{returns} @f(const std::vector<{name}>& transfers)",
        body,
        oracle,
        given,
        (
            f"VRAM uploads in order, at most {budget} bytes a frame, any transfer may be cut: return {wanted}. Empty ones (size 0) cost nothing.",
            f"Write a function that plans uploads during vertical blank. The transfers (start address and size in bytes) are sent in their order; a frame sends exactly up to {budget} bytes, so that one transfer may be continued in the next frame. Return {wanted}; transfers of size 0 do not appear.",
            f"How do I spread DMA over frames ({budget} bytes each)? Sizes add up without gaps, a transfer that doesn't fit is split. I want {wanted}. Size 0: skip.",
            f"{'ceil(sum of sizes / ' + str(budget) + ')' if what == 'frames' else 'prefix of the transfers with ' + str(budget) + ' bytes in all, last one cut; none of size 0'}",
            f"V-blank is short: {budget} bytes a frame, not more. Given the queue of VRAM transfers (each can be split anywhere), tell me {wanted}. Entries without bytes are as if they weren't there.",
        ),
        (struct,),
    )


def vram_overlaps(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Area", "Region", "Use")), (("int", "start"), ("int", "words")))
    what = rng.choice(("pairs", "free", "owner"))
    name = struct.name
    if what == "pairs":
        signature = f"int @f(const std::vector<{name}>& areas)"
        body = "int pairs = 0;\nfor (size_t i = 0; i < areas.size(); ++i)\n  for (size_t j = i + 1; j < areas.size(); ++j)\n    if (areas[i].start < areas[j].start + areas[j].words && areas[j].start < areas[i].start + areas[i].words) ++pairs;\nreturn pairs;"
        wanted = "how many pairs of them overlap"
    elif what == "free":
        signature = f"int @f(const std::vector<{name}>& areas)"
        body = "std::vector<bool> used(0x8000);\nfor (const NAME& one : areas)\n  for (int i = one.start; i < std::min(one.start + one.words, 0x8000); ++i) used[i] = true;\nreturn std::count(used.begin(), used.end(), false);".replace(
            "NAME", name
        )
        wanted = "how many of the 0x8000 words of VRAM none of them uses (what reaches beyond 0x8000 is cut off)"
    else:
        signature = f"std::vector<int> @f(const std::vector<{name}>& areas, int address)"
        body = "std::vector<int> owners;\nfor (size_t i = 0; i < areas.size(); ++i)\n  if (address >= areas[i].start && address < areas[i].start + areas[i].words) owners.push_back(i);\nreturn owners;"
        wanted = "the indexes of all areas that contain the word `address`"

    def oracle(items: list[Record], address: int = 0) -> object:
        spans = [range(start, start + words) for start, words in (vars(one).values() for one in items)]
        if what == "owner":
            return [i for i, span in enumerate(spans) if address in span]
        if what == "free":
            return 0x8000 - len({word for span in spans for word in span if word < 0x8000})
        return sum(1 for i, a in enumerate(spans) for b in spans[:i] if max(a.start, b.start) < min(a.stop, b.stop))

    def given(r: random.Random) -> list[object]:
        made = [
            Record(("start", "words"), (0x400 * r.randrange(32), r.choice((0x400, 0x800, 0x1000, 0x2000))))
            for _ in range(r.randrange(0, 6))
        ]
        return [made, *([r.choice((0, 0x400, 0x3FF, r.randrange(0x8000)))] if what == "owner" else [])]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"VRAM areas (word start and number of words, at least 1): return {wanted}.",
            f"Write a function that checks a VRAM layout. Each area has a start address and a size in words (not 0). Return {wanted}. Areas that only adjoin do not overlap.",
            f"How do I find conflicts between tilesets, maps and sprites in VRAM? Areas are start + length in words; an area ends before start + words. I want {wanted}.",
            f"[start, start + words): {wanted}",
            f"My layout window shows the areas that BG tiles, tilemaps and OBJ tiles take up, in words. For its status line I need {wanted}; touching neighbours are fine.",
        ),
        (struct,),
    )


RECIPES = (
    direct_color,
    offset_per_tile,
    hires_line,
    superfx_place,
    linear_word_rows,
    row_mask_tiles,
    color_set_tiles,
    csv_of_map,
    upload_plan,
    vram_overlaps,
)
