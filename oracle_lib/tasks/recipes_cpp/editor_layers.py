"""Layers, metasprites and rooms as a game stores them: 32x32 blocks, screens, columns, Mode 7, VRAM, color effects."""

import random
from collections.abc import Callable

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def block32_corner(rng: random.Random) -> Made:
    """Six bytes hold four 12-bit tile16 numbers."""
    tables = rng.random() < 0.5
    low_first = rng.random() < 0.5
    shift = "corner % 2 ? 0 : 4" if not low_first else "corner % 2 * 4"
    if tables:
        body = f"size_t at = block * 6;\nint high = blocks[at + 4 + corner / 2] >> ({shift}) & 15;\nreturn blocks[at + corner] | high << 8;"
        said = "a block has six bytes: the low bytes of the corners 0 to 3, then two bytes with the upper four bits, the first for corners 0 and 1, the second for corners 2 and 3"
    else:
        body = f"size_t at = block * 6 + corner / 2 * 3;\nint high = blocks[at + 2] >> ({shift}) & 15;\nreturn blocks[at + corner % 2] | high << 8;"
        said = "a block has six bytes, three for corners 0 and 1 and three for corners 2 and 3: the low bytes of the two corners, then one byte with the upper four bits of both"
    nibbles = (
        "the even corner's upper bits are in the low nibble and the odd one's in the high nibble"
        if low_first
        else "the even corner's upper bits are in the high nibble and the odd one's in the low nibble"
    )

    def oracle(blocks: list[int], block: int, corner: int) -> int:
        whole = blocks[6 * block : 6 * block + 6]
        lows, highs = (whole[:4], whole[4:]) if tables else (whole[:2] + whole[3:5], [whole[2], whole[5]])
        digits = []
        for byte in highs:
            a, b = list(f"{byte:02x}")
            digits += [b, a] if low_first else [a, b]
        return int(digits[corner] + f"{lows[corner]:02x}", 16)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 4)
        return [r.randbytes(6 * count), r.randrange(count), r.randrange(4)]

    corners = "0 upper left, 1 upper right, 2 lower left, 3 lower right"
    return Made(
        f"int @f({BYTES} blocks, int block, int corner)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the 12-bit tile16 number in one corner ({corners}) of a 32x32 block. In `blocks`, {said}; {nibbles}.",
            f"How do I unpack 12-bit tile16 numbers from a tile32 table? {said[0].upper() + said[1:]}; {nibbles}. Corners: {corners}.",
            f"tile16(block, corner): 12 bits; {said}; {nibbles}",
            f"A block of 32 by 32 pixels consists of four tile16 numbers of 12 bits each. Packed, {said}; {nibbles}. Look one up ({corners}).",
            f"Packed map blocks, 6 bytes for 4 numbers of 12 bits. Layout: {said}; {nibbles}. Wanted: number of `corner` in block `block`; both are valid.",
        ),
    )


def pack_block32(rng: random.Random) -> Made:
    low_first = rng.random() < 0.5
    a, b = ("corners[i + 1]", "corners[i]") if low_first else ("corners[i]", "corners[i + 1]")
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t i = 0; i + 1 < corners.size(); i += 2) {
          out.push_back(corners[i] & 0xFF);
          out.push_back(corners[i + 1] & 0xFF);
          out.push_back((@a >> 8 & 15) << 4 | (@b >> 8 & 15));
        }
        return out;
        """,
        a=a,
        b=b,
    )

    def oracle(numbers: list[int]) -> list[int]:
        out = []
        for first, second in zip(numbers[::2], numbers[1::2], strict=False):
            high, low = (second, first) if low_first else (first, second)
            out += [first % 256, second % 256, high // 256 % 16 * 16 + low // 256 % 16]
        return out

    which = (
        "first number's in the low nibble, second number's in the high one"
        if low_first
        else "first number's in the high nibble, second number's in the low one"
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} corners)",
        body,
        oracle,
        lambda r: [[r.choice((0, 0xFFF, 0x123, r.randrange(0x1000))) for _ in range(r.randrange(0, 9))]],
        (
            f"Write a function that packs 12-bit numbers in pairs of three bytes: the low byte of the first, the low byte of the second, and a byte with the upper four bits of both, the {which}. A single number left over is ignored.",
            f"How do I store tile16 numbers (below 0x1000) in 1.5 bytes each? Per pair: low byte, low byte, upper nibbles ({which}). Without a partner the last number is dropped.",
            f"(a, b) -> a & $FF, b & $FF, {'(b >> 8) << 4 | a >> 8' if low_first else '(a >> 8) << 4 | b >> 8'}; values are 12 bits; odd last one dropped",
            f"My block table wants two 12-bit tile numbers in three bytes. First come both low bytes, then the top nibbles share a byte: the {which}. Pack the whole vector, complete pairs only.",
        ),
    )


def metasprite_pieces(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Piece", "Part", "Obj")), (("int", "x"), ("int", "y"), ("int", "tile"), ("int", "attributes"))
    )
    counted = rng.random() < 0.5
    order = rng.choice(
        (("dx", "dy", "tile", "attributes"), ("dy", "dx", "tile", "attributes"), ("dx", "dy", "attributes", "tile"))
    )
    spot = {name: i for i, name in enumerate(order)}
    mirror = rng.random() < 0.5
    width = rng.choice((8, 16))
    head = "int count = data[0];\n" if counted else ""
    first = 1 if counted else 0
    test = "at + 3 < data.size() && at < 1 + count * 4u" if counted else "data[at] != 0x80"
    x = f"x + (mirrored ? -dx - {width} : dx)" if mirror else "x + dx"
    att = "data[at + A] ^ (mirrored ? 0x40 : 0)" if mirror else "data[at + A]"
    att = att.replace("A", str(spot["attributes"]))
    body = (
        f"{head}std::vector<{struct.name}> pieces;\nfor (size_t at = {first}; {test}; at += 4) {{\n  int dx = static_cast<int8_t>(data[at + {spot['dx']}]), dy = static_cast<int8_t>(data[at + {spot['dy']}]);\n  pieces.push_back({{{x}, y + dy, data[at + {spot['tile']}], {att}}});\n}}\nreturn pieces;"
    ).replace("at + 0]", "at]")

    def oracle(data: list[int], x0: int, y0: int, mirrored: bool = False) -> list[Record]:
        rest = data[1 : 1 + 4 * data[0]] if counted else list(data)
        if not counted:
            rest = rest[: 4 * rest[::4].index(0x80)]
        out = []
        for i in range(0, len(rest) - 3, 4):
            row = dict(zip(order, rest[i : i + 4], strict=True))
            dx, dy = ((row[name] + 128) % 256 - 128 for name in ("dx", "dy"))
            flags = row["attributes"]
            if mirrored and mirror:
                dx = -dx - width
                flags ^= 0x40
            out.append(Record(("x", "y", "tile", "attributes"), (x0 + dx, y0 + dy, row["tile"], flags)))
        return out

    def given(r: random.Random) -> list[object]:
        count = r.randrange(0, 4)
        out = b""
        for _ in range(count):
            row = bytearray(r.randbytes(4))
            row[0] = r.choice((0xF8, 0, 8, 0x7F, 0xFF))
            out += bytes(row)
        return [
            bytes([count]) + out if counted else out + b"\x80",
            r.randrange(256),
            r.randrange(224),
            *([r.random() < 0.5] if mirror else []),
        ]

    listing = {"dx": "signed x offset", "dy": "signed y offset", "tile": "tile number", "attributes": "attributes"}
    fields = ", ".join(listing[name] for name in order)
    end = (
        "the first byte says how many pieces follow (all are there)"
        if counted
        else "a byte 0x80 in place of a piece's first byte ends the list"
    )
    turned = (
        f" If `mirrored` is true, a piece's x offset d becomes -d - {width} and bit 6 of its attributes is toggled."
        if mirror
        else ""
    )
    return Made(
        f"std::vector<{struct.name}> @f({BYTES} data, int x, int y{', bool mirrored' if mirror else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that lays out a metasprite at (x, y). Each piece has four bytes: {fields}; {end}. Return the pieces with their places on the screen, offsets added to x and y (no wrapping).{turned}",
            f"How do I draw a frame made of several hardware sprites? {end[0].upper() + end[1:]}. A piece: {fields}. Offsets are 8-bit two's complement, relative to x and y; results may be negative.{turned}",
            f"piece = {{{fields}}}; {end}; x + dx, y + dy, rest as it is.{turned}",
            f"The animation viewer gets the origin of an enemy and its frame, in which {end}. Four bytes a piece ({fields}) become a sprite with absolute coordinates.{turned}",
        ),
        (struct,),
    )


def columns_to_rows(rng: random.Random) -> Made:
    high = rng.choice((4, 8, 14, 16))
    back = rng.random() < 0.4
    body = cpp(
        """
        size_t width = data.size() / @high;
        std::vector<uint8_t> out;
        @loops
        return out;
        """,
        high=high,
        loops=(
            f"for (size_t x = 0; x < width; ++x)\n  for (size_t y = 0; y < {high}; ++y) out.push_back(data[y * width + x]);"
            if back
            else f"for (size_t y = 0; y < {high}; ++y)\n  for (size_t x = 0; x < width; ++x) out.push_back(data[x * {high} + y]);"
        ),
    )

    def oracle(data: list[int]) -> list[int]:
        width = len(data) // high
        lines = (
            [data[i * width : (i + 1) * width] for i in range(high)]
            if back
            else [data[i * high : (i + 1) * high] for i in range(width)]
        )
        if not lines or not lines[0]:
            return []
        return [byte for line in zip(*lines, strict=True) for byte in line]

    source, target = ("row by row", "column by column") if back else ("column by column", "row by row")
    rest = (
        "bytes that make no whole "
        + (f"column of {high}" if not back else f"set of {high} equal rows")
        + " at the end are dropped"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(high * r.randrange(0, 5) + r.choice((0, 0, 1)))],
        (
            f"Write a function that turns a level of {high} blocks in height from {source} ({'left to right in each row, top row first' if back else 'top to bottom in each column, left column first'}) to {target}. The width is the size divided by {high}, rounded down; {rest}.",
            f"How do I transpose a side-scrolling map? Height {high}, stored {source}, wanted {target}; width = size / {high} (integer division), and {rest}.",
            f"w = size / {high}; "
            + (f"out[x * {high} + y] = in[y * w + x]" if back else f"out[y * w + x] = in[x * {high} + y]"),
            f"My platform game keeps its level {source}, {high} blocks high; the {'game engine' if back else 'editor'} wants it {target}, from the top left. One byte a block. The level is as wide as its data allow (a remainder is dropped).",
        ),
    )


def screens_of_map(rng: random.Random) -> Made:
    across = rng.choice((2, 2, 3, 4))
    side = rng.choice((4, 8, 16))
    where = rng.choice(("cell", "index"))
    screen = side * side
    if where == "index":
        returns, parameters = "size_t", "int x, int y"
        body = f"int screen = y / {side} * {across} + x / {side};\nreturn screen * {screen} + y % {side} * {side} + x % {side};"
    else:
        returns, parameters = "std::array<int, 2>", "int index"
        body = f"int screen = index / {screen}, inside = index % {screen};\nreturn {{screen % {across} * {side} + inside % {side}, screen / {across} * {side} + inside / {side}}};"

    def oracle(first: int, y: int = 0) -> object:
        cells = []
        for number in range(3 * across):
            row, column = divmod(number, across)
            cells += [(column * side + dx, row * side + dy) for dy in range(side) for dx in range(side)]
        return cells.index((first, y)) if where == "index" else list(cells[first])

    def given(r: random.Random) -> list[int]:
        if where == "index":
            return [
                r.choice((0, side - 1, side, r.randrange(across * side))),
                r.choice((0, side - 1, side, r.randrange(3 * side))),
            ]
        return [r.choice((0, screen - 1, screen, r.randrange(3 * across * screen)))]

    said = f"the map consists of screens of {side}x{side} cells, {across} screens side by side and then the next row of screens; the cells of a screen are stored together, row by row, and the screens in reading order"
    result = (
        "the index of cell (x, y) in the data"
        if where == "index"
        else "{x, y}, the place on the whole map of the cell with that index in the data"
    )
    return Made(
        f"{returns} @f({parameters})",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {result}: {said}.",
            f"How do I address cells of a map made of screens? {said[0].upper() + said[1:]}. I need {result}, counting from 0.",
            f"{side}x{side} screens, {across} across, each stored as a block of {screen} cells; result: {result}",
            f"Levels of my game are several screens large. In memory {said}. For the mouse handling I want {result}.",
        ),
    )


def mode7_split(rng: random.Random) -> Made:
    way = rng.choice(("map", "pixels", "join"))
    if way == "join":
        signature = f"std::vector<uint8_t> @f({BYTES} map, {BYTES} pixels)"
        body = "std::vector<uint8_t> out;\nfor (size_t i = 0; i < std::max(map.size(), pixels.size()); ++i) {\n  out.push_back(i < map.size() ? map[i] : 0);\n  out.push_back(i < pixels.size() ? pixels[i] : 0);\n}\nreturn out;"
        said = "interleaves a Mode 7 map and its pixels for VRAM: a map byte, a pixel byte and so on; the shorter one is continued with zeros"

        def join(tiles: list[int], pixels: list[int]) -> list[int]:
            count = max(len(tiles), len(pixels))
            both = [one + [0] * (count - len(one)) for one in (tiles, pixels)]
            return [byte for pair in zip(*both, strict=True) for byte in pair]

        return Made(
            signature,
            body,
            join,
            lambda r: [r.randbytes(r.randrange(0, 7)), r.randbytes(r.randrange(0, 7))],
            (
                f"Write a function that {said}.",
                "How do I combine Mode 7 data for an upload? Low bytes of the VRAM words are the map, high bytes the pixels; both as byte vectors, the result low byte first. Where one is shorter, use 0.",
                "out = map[0], pixels[0], map[1], pixels[1] ... ; missing bytes are 0",
                "VRAM in Mode 7 has the tile numbers in even bytes and the tile pixels in odd ones. My editor keeps them apart and exports them like that (a missing byte is 0, up to the end of the longer part).",
            ),
        )
    number = rng.random() < 0.5 and way == "pixels"
    if number:
        signature = f"std::vector<uint8_t> @f({BYTES} vram, int tile)"
        body = "std::vector<uint8_t> pixels;\nfor (int i = 0; i < 64; ++i) pixels.push_back(vram[(tile * 64 + i) * 2 + 1]);\nreturn pixels;"
        said = "the 64 pixels of tile number `tile`"
    else:
        first = "0" if way == "map" else "1"
        signature = f"std::vector<uint8_t> @f({BYTES} vram)"
        body = f"std::vector<uint8_t> out;\nfor (size_t i = {first}; i < vram.size(); i += 2) out.push_back(vram[i]);\nreturn out;"
        said = "the map, that is all tile numbers" if way == "map" else "all pixels of the tiles"

    def oracle(vram: list[int], tile: int = 0) -> list[int]:
        part = vram[::2] if way == "map" else vram[1::2]
        return part[64 * tile : 64 * tile + 64] if number else part

    return Made(
        signature,
        body,
        oracle,
        (lambda r: [r.randbytes(384), r.randrange(3)]) if number else (lambda r: [r.randbytes(2 * r.randrange(0, 12))]),
        (
            f"Write a function that takes {said} out of Mode 7 VRAM: the even bytes are the map, the odd bytes the pixels of the tiles (64 bytes for each tile, one a pixel, row by row).",
            f"How do I read Mode 7 graphics? In a VRAM dump each word has a tile number in its low byte and a pixel in its high byte (low byte first); tile t has pixels 64t to 64t + 63. I want {said}.",
            f"map = vram[0], vram[2] ...; pixels = vram[1], vram[3] ...; tile = 64 pixels; result: {said}",
            f"My Mode 7 viewer needs {said}. VRAM mixes map and graphics byte by byte, the map first; a tile's 8x8 pixels follow each other in the graphics.",
        ),
    )


def vram_places(rng: random.Random) -> Made:
    what = rng.choice(("tile", "screen", "obj"))
    oracle: Callable[..., int]
    if what == "tile":
        signature = "int @f(int base, int tile, int bpp)"
        body = "return (base * 0x2000 + tile * 8 * bpp) & 0xFFFF;"
        said = "the byte address in VRAM of background tile `tile`: the character base (a number of 8 KiB steps) times 0x2000, plus 8 * bpp bytes for each tile before it; addresses wrap at 64 KiB"

        def of_tile(base: int, tile: int, bpp: int) -> int:
            return (base * 8192 + sum([8 * bpp] * tile)) % 65536

        def given(r: random.Random) -> list[int]:
            return [r.randrange(8), r.choice((0, 1, 0x3FF, r.randrange(1024))), r.choice((2, 4, 8))]

        oracle = of_tile
        short = "(base * $2000 + tile * 8 * bpp) mod $10000"
    elif what == "screen":
        signature = "int @f(int setting, int x, int y)"
        body = cpp(
            """
            int address = (setting >> 2 & 0x3F) * 0x400;
            bool wide = setting & 1, tall = setting & 2;
            int screen = 0;
            if (wide && x % 64 >= 32) screen += 1;
            if (tall && y % 64 >= 32) screen += wide ? 2 : 1;
            return (address + screen * 0x400 + y % 32 * 32 + x % 32) & 0x7FFF;
            """
        )
        said = "the VRAM word address of the map entry at tile (x, y) for a BGxSC setting: bits 2-7 are the base in steps of 0x400 words, bit 0 means 64 tiles wide and bit 1 64 tiles high (else 32); x and y wrap at the map's size; a screen is 32x32 words, the screens follow each other, the right one directly after the left one, the lower ones after the upper ones; addresses wrap at 0x8000 words"

        def of_screen(setting: int, x: int, y: int) -> int:
            base, flags = divmod(setting, 4)
            wide, tall = 32 * (1 + flags % 2), 32 * (1 + flags // 2)
            x, y = x % wide, y % tall
            order = [(column, row) for row in range(tall // 32) for column in range(wide // 32)]
            number = order.index((x // 32, y // 32))
            return (base * 1024 + number * 1024 + y % 32 * 32 + x % 32) % 32768

        def given(r: random.Random) -> list[int]:
            return [
                r.randrange(256),
                r.choice((0, 31, 32, 63, 64, r.randrange(128))),
                r.choice((0, 31, 32, 63, 64, r.randrange(128))),
            ]

        oracle = of_screen
        short = "bits 2-7 of setting * $400 + screen * $400 + (y & 31) * 32 + (x & 31), mod $8000"
    else:
        signature = "int @f(int obsel, int tile)"
        body = "int address = (obsel & 7) * 0x2000 + (tile & 0xFF) * 16;\nif (tile & 0x100) address += ((obsel >> 3 & 3) + 1) * 0x1000;\nreturn address & 0x7FFF;"
        said = "the VRAM word address of a sprite tile for an OBSEL setting: (bits 0-2) * 0x2000 plus 16 words for each of the tile number's lower 8 bits; if bit 8 of the tile number is set, ((bits 3-4) + 1) * 0x1000 more; addresses wrap at 0x8000"

        def of_obj(setting: int, tile: int) -> int:
            rest, base = divmod(setting, 8)
            page, low = divmod(tile, 256)
            return (base * 8192 + low * 16 + page % 2 * (rest % 4 + 1) * 4096) % 32768

        def given(r: random.Random) -> list[int]:
            return [r.randrange(256), r.choice((0, 0xFF, 0x100, 0x1FF, r.randrange(512)))]

        oracle = of_obj
        short = (
            "(obsel & 7) * $2000 + (tile & $FF) * 16 + (tile & $100 ? ((obsel >> 3 & 3) + 1) * $1000 : 0), mod $8000"
        )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {said}.",
            f"How do I find something in a VRAM dump? I need {said}.",
            f"address: {short}. In words: {said}",
            f"The VRAM viewer of my debugger jumps to what is under the mouse. For that it wants {said}.",
        ),
    )


def cycle_and_fade(rng: random.Random) -> Made:
    way = rng.choice(("toward", "brightness", "add", "half"))
    if way == "toward":
        signature = f"void @f({WORD_BUFFER} colors, {WORDS} target)"
        body = cpp(
            """
            for (size_t i = 0; i < colors.size(); ++i) {
              int result = 0;
              for (int shift = 0; shift < 15; shift += 5) {
                int now = colors[i] >> shift & 31, goal = target[i] >> shift & 31;
                if (now < goal) ++now;
                else if (now > goal) --now;
                result |= now << shift;
              }
              colors[i] = result;
            }
            """
        )
        said = "moves each component of each color one step (1 of 31) towards the color at the same place of `target`; one that has arrived stays"
    elif way == "brightness":
        signature = f"void @f({WORD_BUFFER} colors, int level)"
        body = "for (uint16_t& color : colors) {\n  int result = 0;\n  for (int shift = 0; shift < 15; shift += 5) result |= (color >> shift & 31) * level / 15 << shift;\n  color = result;\n}"
        said = "multiplies each component by `level` (0 to 15) and divides it by 15, rounded down"
    elif way == "add":
        signature = f"void @f({WORD_BUFFER} colors, uint16_t other)"
        body = "for (uint16_t& color : colors) {\n  int result = 0;\n  for (int shift = 0; shift < 15; shift += 5)\n    result |= std::min((color >> shift & 31) + (other >> shift & 31), 31) << shift;\n  color = result;\n}"
        said = "adds the components of the color `other` to those of each color, with 31 as the limit"
    else:
        signature = f"void @f({WORD_BUFFER} colors, uint16_t other)"
        body = "for (uint16_t& color : colors) {\n  int result = 0;\n  for (int shift = 0; shift < 15; shift += 5)\n    result |= ((color >> shift & 31) + (other >> shift & 31)) / 2 << shift;\n  color = result;\n}"
        said = "replaces each component by its mean with that of the color `other`, rounded down"

    def parts(color: int) -> list[int]:
        return [color % 32, color // 32 % 32, color // 1024 % 32]

    def oracle(colors: list[int], other: object) -> None:
        for i, color in enumerate(colors):
            second = other[i] if isinstance(other, list) else other
            assert isinstance(second, int)
            made = []
            for a, b in zip(parts(color), parts(second), strict=True):
                if way == "toward":
                    made.append(a + (b > a) - (b < a))
                elif way == "brightness":
                    made.append(a * second // 15)
                else:
                    made.append(min(31, a + b) if way == "add" else (a + b) // 2)
            colors[i] = made[0] + 32 * made[1] + 1024 * made[2]

    def given(r: random.Random) -> list[object]:
        def color() -> int:
            return r.choice((r.getrandbits(15), r.getrandbits(15), 0x7FFF, 0, r.getrandbits(16)))

        colors = [color() for _ in range(r.randrange(1, 7))]
        if way == "toward":
            return [colors, [r.choice((color(), one)) for one in colors]]
        return [colors, r.randrange(16) if way == "brightness" else color()]

    form = "A color is a word 0bbbbbgg gggrrrrr"
    bit15 = "bit 15 is 0 afterwards, whatever it was"
    same = " (`target` is as long as `colors`)" if way == "toward" else ""
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {said}{same}. Colors are 15-bit words with red in bits 0-4, green in 5-9 and blue in 10-14; {bit15}.",
            f"How do I program a palette effect that {said}{same}? In place. {form}; {bit15}.",
            f"for r, g, b of each BGR555 word: it {said}{same}; {bit15}",
            f"The palette animation preview needs one step of an effect: it {said}{same}. {form} (five bits a component), and {bit15}.",
        ),
    )


def pal_file(rng: random.Random) -> Made:
    load = rng.random() < 0.5
    size = rng.choice((16, 4, 256)) if load else 0
    if load:
        body = f"std::vector<uint16_t> colors({size});\nfor (size_t i = 0; i < {size} && i * 3 + 2 < data.size(); ++i)\n  colors[i] = data[i * 3] >> 3 | data[i * 3 + 1] >> 3 << 5 | data[i * 3 + 2] >> 3 << 10;\nreturn colors;"

        def read(data: list[int]) -> list[int]:
            out = []
            for i in range(0, len(data) - 2, 3):
                red, green, blue = (one // 8 for one in data[i : i + 3])
                out.append(red + 32 * green + 1024 * blue)
            return (out + [0] * size)[:size]

        return Made(
            f"std::vector<uint16_t> @f({BYTES} data)",
            body,
            read,
            lambda r: [r.randbytes(r.choice((0, 2, 3, 11, 48, 3 * min(size, 40), 3 * min(size, 40) + 6)))],
            (
                f"Write a function that imports a palette file of red, green, blue bytes as {size} SNES words (red in bits 0-4, green 5-9, blue 10-14), each byte divided by 8. Colors that are missing, also incomplete ones, are 0; further ones are ignored.",
                f"How do I load an RGB .pal into BGR555? Three bytes a color, R G B, keep the upper five bits of each; always {size} words: pad with 0, cut the rest.",
                f"word[i] = r >> 3 | g >> 3 << 5 | b >> 3 << 10 for complete triples, exactly {size} words, zero padded",
                f"Painting programs save palettes as plain RGB triples (8 bits each). I need {size} console colors of them: five bits a component, red lowest, blue highest. Too short a file is filled with black, a longer one cut.",
            ),
        )
    full = rng.random() < 0.5
    wide = "c << 3 | c >> 2" if full else "c << 3"
    body = f"std::vector<uint8_t> data;\nfor (uint16_t color : colors)\n  for (int shift = 0; shift < 15; shift += 5) {{\n    int c = color >> shift & 31;\n    data.push_back({wide});\n  }}\nreturn data;"

    def write(colors: list[int]) -> list[int]:
        out = []
        for color in colors:
            for part in (color % 32, color // 32 % 32, color // 1024 % 32):
                out.append(part * 8 + (part // 4 if full else 0))
        return out

    how = "8c + c / 4 (integer division)" if full else "8c"
    return Made(
        f"std::vector<uint8_t> @f({WORDS} colors)",
        body,
        write,
        lambda r: [[r.choice((0x7FFF, 0x801F, r.getrandbits(16))) for _ in range(r.randrange(0, 7))]],
        (
            f"Write a function that exports SNES colors (red in bits 0-4, green 5-9, blue 10-14, bit 15 ignored) as a palette file: three bytes a color, red, green, blue; a component c becomes {how}.",
            f"How do I save BGR555 words as RGB triples? Order R, G, B; 5 bits to 8 bits: {how}.",
            f"w -> r, g, b bytes with c8 = {how}; r = w & 31, g = w >> 5 & 31, b = w >> 10 & 31",
            f"A paint program wants the palette as bytes R, G, B for each color. My words have five bits a component, red at the bottom; c is written as {how}.",
        ),
    )


def window_spans(rng: random.Random) -> Made:
    shape = rng.choice(("circle", "rows"))
    if shape == "rows":
        body = cpp(
            """
            std::vector<uint8_t> out;
            for (size_t y = 0; y < mask.size() / 8; ++y) {
              int left = 1, right = 0;
              for (int x = 0; x < 64; ++x)
                if (mask[y * 8 + x / 8] >> (7 - x % 8) & 1) {
                  if (right < left) left = x;
                  right = x;
                }
              out.push_back(left);
              out.push_back(right);
            }
            return out;
            """
        )

        def oracle(mask: list[int]) -> list[int]:
            out = []
            for i in range(0, len(mask) - 7, 8):
                text = "".join(f"{byte:08b}" for byte in mask[i : i + 8])
                out += [text.index("1"), text.rindex("1")] if "1" in text else [1, 0]
            return out

        def given(r: random.Random) -> list[bytes]:
            return [
                b"".join(
                    r.choice(
                        (
                            bytes(8),
                            r.randbytes(8),
                            bytes([0, 0, 0x3C, 0, 0, 0, 0, 0]),
                            bytes([0] * 7 + [1]),
                            bytes([0x80] + [0] * 7),
                        )
                    )
                    for _ in range(r.randrange(0, 5))
                )
            ]

        return Made(
            f"std::vector<uint8_t> @f({BYTES} mask)",
            body,
            oracle,
            given,
            (
                "Write a function that turns a 64 pixels wide 1bpp mask (8 bytes a line, highest bit leftmost) into window borders: for each line the x of its first and of its last set pixel; a line without any gives 1 and 0, so that the window is closed.",
                "How do I make per-line window positions from a picture? Lines of 8 bytes, MSB is the left pixel. Per line two bytes: leftmost and rightmost 1; left 1, right 0 for an empty line.",
                "for each 8-byte row: {min x, max x} of the set bits (x = 0 at bit 7 of byte 0), or {1, 0}",
                "A spotlight drawn as a mask is to become an HDMA window, so I need left and right of each row of 64 pixels (bit 7 of a byte is its left pixel). An empty row shall close the window: 1, 0.",
            ),
        )
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (int line = 0; line < lines; ++line) {
          int dy = std::abs(line - y);
          if (dy > radius) {
            out.push_back(1);
            out.push_back(0);
            continue;
          }
          int half = 0;
          while ((half + 1) * (half + 1) + dy * dy <= radius * radius) ++half;
          out.push_back(std::max(x - half, 0));
          out.push_back(std::min(x + half, 255));
        }
        return out;
        """
    )

    def circle(x: int, y: int, radius: int, lines: int) -> list[int]:
        out = []
        for line in range(lines):
            inside = [c for c in range(256) if (c - x) ** 2 + (line - y) ** 2 <= radius**2]
            out += [inside[0], inside[-1]] if inside else [1, 0]
        return out

    return Made(
        "std::vector<uint8_t> @f(int x, int y, int radius, int lines)",
        body,
        circle,
        lambda r: [
            r.choice((0, 255, 128, r.randrange(256))),
            r.randrange(12),
            r.choice((0, 1, 5, 9)),
            r.randrange(0, 16),
        ],
        (
            "Write a function that computes the window borders of a circle for lines 0 to lines - 1: on each line the smallest and the largest x from 0 to 255 with (px - x)^2 + (line - y)^2 <= radius^2; 1 and 0 (a closed window) where there is none. The center has 0 <= x <= 255, the radius is not negative.",
            "How do I build an iris effect? Two bytes a scanline, left and right edge of the circle around (x, y), cut to 0..255; pixels at distance <= radius are inside. A line outside of the circle: 1, 0. x lies on the screen.",
            "for line in 0..lines-1: {min, max} of px in 0..255 with (px-x)^2 + (line-y)^2 <= radius^2, else {1, 0}; 0 <= x <= 255, radius >= 0",
            "When a level ends, my game closes a round window. I need left and right for each line: the integer pixels whose squared distance from (x, y) is at most radius squared, limited to the screen (0 to 255). Where the circle does not reach, write left 1 and right 0. (x, y) is a screen position and radius >= 0.",
        ),
    )


def collision_at(rng: random.Random) -> Made:
    bits = rng.choice((1, 2, 4))
    high = rng.random() < 0.5
    wide = rng.choice((16, 32, 64))
    cell = rng.choice((8, 16))
    per = 8 // bits
    outside = (1 << bits) - 1
    shift = f"({per - 1} - column % {per}) * {bits}" if high else f"column % {per} * {bits}"
    if bits == 1:
        shift = shift.replace(" * 1", "").replace(f"({per - 1} - column % {per})", f"{per - 1} - column % {per}")
    body = cpp(
        """
        int column = x / @cell, row = y / @cell;
        size_t at = (row * @wide + column) / @per;
        if (x < 0 || y < 0 || column >= @wide || at >= map.size()) return @outside;
        return map[at] >> (@shift) & @outside;
        """,
        cell=cell,
        wide=wide,
        per=per,
        outside=outside,
        shift=shift,
    )

    def oracle(data: list[int], x: int, y: int) -> int:
        cells: list[int] = []
        for byte in data:
            digits = [byte // 2 ** (bits * i) % 2**bits for i in range(per)]
            cells += digits[::-1] if high else digits
        rows = [cells[i : i + wide] for i in range(0, len(cells), wide)]
        if x < 0 or y < 0 or x // cell >= wide or y // cell >= len(rows):
            return outside
        return rows[y // cell][x // cell]

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 4)
        return [
            r.randbytes(rows * wide // per),
            r.choice((0, -1, wide * cell, wide * cell - 1, r.randrange(wide * cell), r.randrange(wide * cell))),
            r.choice((0, -1, rows * cell, r.randrange(rows * cell), r.randrange(rows * cell))),
        ]

    pack = "one bit a cell" if bits == 1 else f"{bits} bits a cell"
    order = "from the highest bits down" if high else "from the lowest bits up"
    return Made(
        f"int @f({BYTES} map, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the collision value under pixel (x, y). The map has {wide} cells of {cell}x{cell} pixels in a row and {pack}; {per} neighbouring cells share a byte, {order}. It ends where the data end (after a whole row); outside of it, also at negative coordinates, the value is {outside}.",
            f"How do I test a packed collision map? {pack.capitalize()}, {per} cells a byte ({order}), rows of {wide} cells, a cell is {cell} pixels wide and high. Out of the map: {outside}.",
            f"cell n = (y / {cell}) * {wide} + x / {cell}; {bits} bit(s) of map[n / {per}], {order}; {outside} if x < 0, y < 0, x / {cell} >= {wide} or below the last row",
            f"Walls of my game are packed: {pack}, {order} within a byte, {wide} cells across, {cell} pixels each way. What is at a pixel position? Beyond the edges everything counts as {outside}. The data are whole rows.",
        ),
    )


def stamp_words(rng: random.Random) -> Made:
    wide = rng.choice((8, 16, 32))
    hole = rng.choice((None, 0xFFFF, 0))
    wrap = rng.random() < 0.4
    inside = "" if wrap else f"if (column >= {wide} || at >= map.size()) continue;"
    column = f"(x + dx) % {wide}" if wrap else "x + dx"
    body = cpp(
        """
        int height = stamp.size() / width;
        for (int dy = 0; dy < height; ++dy)
          for (int dx = 0; dx < width; ++dx) {
            uint16_t word = stamp[dy * width + dx];
            @hole
            int column = @column;
            size_t at = (y + dy) * @wide + column;
            @inside
            map[at] = word;
          }
        """,
        hole="" if hole is None else f"if (word == {hexadecimal(hole)}) continue;",
        column=column,
        wide=wide,
        inside=inside,
    )
    if wrap:
        body = body.replace(
            f"size_t at = (y + dy) * {wide} + column;", f"size_t at = ((y + dy) * {wide} + column) % map.size();"
        )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(board: list[int], stamp: list[int], width: int, x: int, y: int) -> None:
        rows = len(board) // wide
        for i, word in enumerate(stamp[: len(stamp) // width * width]):
            dy, dx = divmod(i, width)
            column, row = x + dx, y + dy
            if wrap:
                column, row = column % wide, row % rows
            if word != hole and column < wide and row < rows:
                board[row * wide + column] = word

    def given(r: random.Random) -> list[object]:
        rows, width, height = r.randrange(3, 6), r.randrange(1, 4), r.randrange(1, 4)
        return [
            [r.getrandbits(16) for _ in range(rows * wide)],
            [r.choice((1, 2, 3, hole if hole is not None else 4)) for _ in range(width * height)],
            width,
            r.choice((0, wide - 1, wide - 2, r.randrange(wide))),
            r.choice((0, rows - 1, r.randrange(rows))),
        ]

    edge = (
        "what goes over the right or lower edge comes in at the left or the top"
        if wrap
        else "what goes over the right or lower edge is cut off"
    )
    empty = (
        f"; words {hexadecimal(hole)} of the stamp are holes, the map keeps its word there" if hole is not None else ""
    )
    return Made(
        f"void @f({WORD_BUFFER} map, {WORDS} stamp, int width, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Write a function that pastes a stamp (rows of `width` words) with its upper left corner at (x, y) of a map with {wide} words a row; {edge}{empty}. (x, y) is on the map.",
            f"How do I stamp a group of tiles on a tilemap? Map: {wide} columns, row by row, whole rows. Stamp: `width` columns, whole rows. Place: column x, row y, both on the map; {edge}{empty}.",
            f"map[y + dy][x + dx] = stamp[dy][dx]; map {wide} wide, stamp `width` wide; {edge}{empty}",
            f"The clipboard of my map editor holds a rectangle of tile words, `width` in a row. Paste it at the cursor (x, y) into `map`, which has {wide} columns: {edge}{empty}.",
        ),
    )


def swap_bytes_of_block(rng: random.Random) -> Made:
    size = rng.choice((2, 4, 8))
    way = rng.choice(("split", "join"))
    body = {
        "split": f"std::vector<uint8_t> out;\nfor (int lane = 0; lane < {size}; ++lane)\n  for (size_t i = lane; i < data.size(); i += {size}) out.push_back(data[i]);\ndata = out;",
        "join": f"std::vector<uint8_t> out(data.size());\nsize_t from = 0;\nfor (int lane = 0; lane < {size}; ++lane)\n  for (size_t i = lane; i < data.size(); i += {size}) out[i] = data[from++];\ndata = out;",
    }[way]

    def oracle(data: list[int]) -> None:
        if way == "split":
            data[:] = [byte for lane in range(size) for byte in data[lane::size]]
            return
        places = sorted(range(len(data)), key=lambda i: (i % size, i))
        for place, byte in zip(places, list(data), strict=True):
            data[place] = byte

    said = (
        f"all bytes number 0, {size}, {2 * size} ... first, then those number 1, {size + 1} ..., and so on up to {size - 1}"
        if way == "split"
        else f"the data come in {size} lanes one after the other (lane k has the bytes that belong to places k, k + {size}, k + {2 * size} ..., as many as there are such places); put each byte at its place"
    )
    return Made(
        f"void @f({BUFFER} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, size, size * 3, r.randrange(4 * size))))],
        (
            f"Write a function that {'splits' if way == 'split' else 'joins'} a table of {size}-byte records {'into' if way == 'split' else 'from'} byte lanes, in place: {said}. The size need not be a multiple of {size}.",
            f"How do I {'de-interleave' if way == 'split' else 'interleave'} bytes with a period of {size}? {said[0].upper() + said[1:]}. Any number of bytes.",
            f"period {size}: {said}",
            f"Records of {size} bytes pack better {'when their columns lie together' if way == 'split' else 'by columns; after unpacking I must restore the records'}: {said}. A short last record is possible.",
        ),
    )


RECIPES = (
    block32_corner,
    pack_block32,
    metasprite_pieces,
    columns_to_rows,
    screens_of_map,
    mode7_split,
    vram_places,
    cycle_and_fade,
    pal_file,
    window_spans,
    collision_at,
    stamp_words,
    swap_bytes_of_block,
)
