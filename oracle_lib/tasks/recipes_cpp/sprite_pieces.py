"""Sprites made of pieces: pictures cut into them, other games' lists of pieces, rendering, anchors, meters, digits, cursors."""

import random
from typing import Any

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes
from oracle_lib.tasks.kit.pictures import in_line, in_rows, some_pixels

SUBJECT = "sprites"
VECTOR = "std::vector<uint8_t>"
WORD_LIST = "std::vector<uint16_t>"
PIECE = "a piece has four bytes: signed x offset, signed y offset, tile, attributes (vhoopppN)"

_ENTRY = ("x", "y", "large", "word")


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


def _pieces(r: random.Random, most: int = 5, reach: int = 24) -> list[int]:
    out = []
    for _ in range(r.randrange(most + 1)):
        out += [r.randrange(-reach, reach) & 255, r.randrange(-reach, reach) & 255, r.randrange(256), r.randrange(256)]
    return out


def pieces_of_picture(rng: random.Random) -> Made:
    side = rng.choice((8, 16))
    center = rng.random() < 0.5
    row = 16 // (side // 8)
    number = "cell" if side == 8 else "cell / 8 * 32 + cell % 8 * 2"
    x0, y0 = (" - width / 2", " - height / 2") if center else ("", "")
    body = cpp(
        """
        std::vector<uint8_t> pieces;
        int height = pixels.size() / width, cell = 0;
        for (int top = 0; top < height; top += @side)
          for (int left = 0; left < width; left += @side) {
            bool used = false;
            for (int y = top; y < top + @side; ++y)
              for (int x = left; x < left + @side; ++x) used = used || pixels[y * width + x] != 0;
            if (!used) continue;
            pieces.push_back(left@x0);
            pieces.push_back(top@y0);
            pieces.push_back(@number);
            pieces.push_back(attributes);
            ++cell;
          }
        return pieces;
        """,
        side=side,
        x0=x0,
        y0=y0,
        number=number,
    )

    def oracle(pixels: list[int], width: int, attributes: int) -> list[int]:
        rows = in_rows(pixels, width)
        out: list[list[int]] = []
        for y in range(0, len(rows), side):
            for x in range(0, width, side):
                if any(any(one[x : x + side]) for one in rows[y : y + side]):
                    line, place = divmod(len(out), row)
                    tile = line * 16 * (side // 8) + place * (side // 8)
                    dx, dy = (x - width // 2, y - len(rows) // 2) if center else (x, y)
                    out.append([dx % 256, dy % 256, tile, attributes])
        return in_line(out)

    def given(r: random.Random) -> list[object]:
        w, h = r.choice((1, 2, 3)), r.choice((1, 2))
        width, height = w * side, h * side
        pixels = [0] * (width * height)
        for x in range(w):
            for y in range(h):
                if r.random() < 0.7:
                    pixels[(y * side + r.randrange(side)) * width + x * side + r.randrange(side)] = r.randrange(1, 16)
        return [pixels, width, r.choice((0, 0x30, 0x2B))]

    origin = "the picture's centre (width / 2, height / 2)" if center else "its upper left corner"
    tiles = (
        "used cells are numbered 0, 1, 2 ... in reading order"
        if side == 8
        else "used cells get the tiles 0, 2, 4 ... 14, 32, 34 ... in reading order (eight 16x16 cells in two rows of 16 tiles)"
    )
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, uint8_t attributes)",
        body,
        oracle,
        given,
        (
            f"Indexed sprite picture -> metasprite of {side}x{side} pieces: dx, dy (from {origin}), tile, attributes for each cell that isn't all 0; {tiles}. Sides are multiples of {side}.",
            f"Write a function that cuts a picture (a byte a pixel, `width` a row, both sides multiples of {side}) into {side}x{side} sprites. In reading order, each cell with a pixel other than 0 gives four bytes: signed x and y of its upper left corner relative to {origin}, tile number, `attributes`. Empty cells are skipped and take no tile; {tiles}. The offsets fit.",
            f"How do I turn a big sprite drawing into a list of OAM pieces without the empty ones? {side}x{side} cells, bytes dx, dy, tile, attr relative to {origin}; {tiles}",
            f"Boss importer: the drawing consists of {side} by {side} cells; the transparent ones (all 0) are dropped, the others listed row by row as x offset, y offset (bytes, two's complement, from {origin}), tile and the given attribute byte. Of the tiles: {tiles}.",
        ),
    )


def cover_with_two_sizes(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<int> pieces;
        int height = cells.size() / width;
        std::vector<uint8_t> left = cells;
        auto used = [&](int x, int y) { return x < width && y < height && left[y * width + x] != 0; };
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            if (!used(x, y)) continue;
            bool big = @test;
            pieces.insert(pieces.end(), {x * 8, y * 8, big ? 16 : 8});
            for (int v = y; v < y + (big ? 2 : 1) && v < height; ++v)
              for (int u = x; u < x + (big ? 2 : 1) && u < width; ++u) left[v * width + u] = 0;
          }
        return @result;
        """,
        test="used(x + 1, y) && used(x, y + 1) && used(x + 1, y + 1)"
        if (full := rng.random() < 0.5)
        else "used(x + 1, y) + used(x, y + 1) + used(x + 1, y + 1) >= 2",
        result="pieces.size() / 3" if (count := rng.random() < 0.3) else "pieces",
    )

    def oracle(cells: list[int], width: int) -> object:
        todo = {(i // width, i % width) for i, cell in enumerate(cells) if cell}
        out = []
        while todo:
            y, x = min(todo)
            square = {(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)}
            big = len(square & todo) >= (4 if full else 3)
            out.append([x * 8, y * 8, 16 if big else 8])
            todo -= square if big else {(y, x)}
        return len(out) if count else in_line(out)

    rule = (
        "if the cells to the right, below and diagonally below right are still uncovered and used as well, a 16x16 sprite covers all four, else an 8x8 sprite covers it alone"
        if full
        else "if at least two of the cells to the right, below and diagonally below right are still uncovered and used as well, a 16x16 sprite covers the square of four, else an 8x8 sprite covers it alone"
    )
    result = (
        "the number of sprites" if count else "x, y (in pixels) and size (8 or 16) of each sprite, flat, in this order"
    )
    return Made(
        f"{'int' if count else 'std::vector<int>'} @f({BYTES} cells, int width)",
        body,
        oracle,
        lambda r: [some_pixels(r, (w := r.randrange(1, 6)) * r.randrange(1, 5), 2, 0.1), w],
        (
            f"Cover used 8x8 cells (not 0) with 8x8 and 16x16 sprites, greedily in reading order: for each used cell not covered yet, {rule}. Return {result}.",
            f"Write a function that splits a sprite into hardware sprites of two sizes. `cells` is a grid, `width` a row; a cell of 8x8 pixels with a value other than 0 has something to show. Go through the cells row by row. For a used cell that no sprite covers so far: {rule}. Cells outside of the grid are not used. Return {result}.",
            f"How do I choose between small and large sprites for a metasprite? grid of used cells, reading order; {rule}; I want {result}",
            f"OAM entries are scarce, so I want big ones where it pays. Row by row, for each uncovered non-zero cell: {rule}. Result: {result}; beyond the grid there is nothing.",
        ),
    )


def render_pieces(rng: random.Random) -> Made:
    side = 8
    first_wins = rng.random() < 0.6
    mode = (
        "for (size_t i = pieces.size() / 4; i-- > 0;)"
        if first_wins
        else "for (size_t i = 0; i < pieces.size() / 4; ++i)"
    )
    body = cpp(
        """
        std::vector<uint8_t> canvas(width * height);
        @loop {
          const uint8_t* piece = &pieces[i * 4];
          int left = originX + static_cast<int8_t>(piece[0]), top = originY + static_cast<int8_t>(piece[1]);
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int sx = piece[3] & 0x40 ? 7 - x : x, sy = piece[3] & 0x80 ? 7 - y : y;
              uint8_t pixel = tiles[piece[2] * 64 + sy * 8 + sx];
              int u = left + x, v = top + y;
              if (pixel != 0 && u >= 0 && v >= 0 && u < width && v < height) canvas[v * width + u] = pixel@color;
            }
        }
        return canvas;
        """,
        loop=mode,
        color=" + (piece[3] >> 1 & 7) * 16" if (line := rng.random() < 0.5) else "",
    )

    def oracle(pieces: list[int], tiles: list[int], width: int, height: int, ox: int, oy: int) -> list[int]:
        seen: dict[tuple[int, int], int] = {}
        listed = in_rows(pieces, 4)
        for dx, dy, tile, attr in listed if not first_wins else listed[::-1]:
            rows = in_rows(tiles[64 * tile : 64 * tile + 64], side)
            if attr & 64:
                rows = [row[::-1] for row in rows]
            if attr & 128:
                rows = rows[::-1]
            for y, row in enumerate(rows):
                for x, pixel in enumerate(row):
                    if pixel:
                        seen[ox + _signed(dx) + x, oy + _signed(dy) + y] = pixel + (16 * (attr // 2 % 8) if line else 0)
        return [seen.get((x, y), 0) for y in range(height) for x in range(width)]

    def given(r: random.Random) -> list[object]:
        pieces = _pieces(r, 4, 8)
        for at in range(2, len(pieces), 4):
            pieces[at] %= 2
        return [
            pieces,
            some_pixels(r, 128, 16, 0.4),
            r.randrange(6, 13),
            r.randrange(6, 13),
            r.choice((0, 4, 6)),
            r.choice((0, 4)),
        ]

    order = "earlier pieces cover later ones" if first_wins else "later pieces cover earlier ones"
    palette = "; a drawn pixel becomes its color + 16 * palette (ppp)" if line else ""
    return Made(
        f"{VECTOR} @f({BYTES} pieces, {BYTES} tiles, int width, int height, int originX, int originY)",
        body,
        oracle,
        given,
        (
            f"Render a metasprite of 8x8 pieces (dx, dy, tile, vhoopppN) onto a width x height byte canvas of zeros, origin at (originX, originY), clipped; tiles = 64 bytes each; pixel 0 transparent; {order}{palette}.",
            f"Write a function that previews a composed sprite. {PIECE[0].upper() + PIECE[1:]}; offsets are added to the origin and give the upper left corner; bit 6 of the attributes flips left-right, bit 7 top-bottom{', bits 1-3 are the palette' if line else ''}. Tile n are the 64 bytes (pixels, row by row) from n * 64 on. Draw onto a canvas of width * height zeros; pixel 0 draws nothing, what lies outside is cut off, {order}{palette}. All tiles exist, bit 0 of the attributes doesn't matter.",
            f"How do I draw a metasprite in a preview window? 4-byte pieces with signed offsets, decoded 8x8 tiles of 64 bytes, flips from attribute bits 6/7, {order}, clip to the canvas, 0 = see-through{palette}",
            f"Canvas of width x height, background 0, hot spot at (originX, originY). Paint all pieces ({PIECE[PIECE.index(':') + 2 :]}) from unpacked tiles of 64 bytes, honouring both flips; {order}; never outside the canvas{palette}. Tile numbers are valid, N is ignored.",
        ),
    )


def spritemap_entries(rng: random.Random) -> Made:
    parse = rng.random() < 0.6
    struct = Struct("Entry", (("int", "x"), ("int", "y"), ("bool", "large"), ("u16", "word")))
    if parse:
        body = cpp(
            """
            std::vector<Entry> entries;
            int count = data[0] | data[1] << 8;
            for (int i = 0; i < count && 7 + i * 5 <= static_cast<int>(data.size()); ++i) {
              const uint8_t* at = &data[2 + i * 5];
              Entry entry;
              entry.x = (at[0] | (at[1] & 1) << 8);
              if (entry.x >= 256) entry.x -= 512;
              entry.y = static_cast<int8_t>(at[2]);
              entry.large = at[1] & 0x80;
              entry.word = at[3] | at[4] << 8;
              entries.push_back(entry);
            }
            return entries;
            """
        )
        body = body.replace("(at[0] | (at[1] & 1) << 8);", "at[0] | (at[1] & 1) << 8;")
    else:
        body = "std::vector<uint8_t> data{static_cast<uint8_t>(entries.size()), static_cast<uint8_t>(entries.size() >> 8)};\nfor (const Entry& entry : entries) {\n  int x = (entry.x & 0x1FF) | (entry.large ? 0x8000 : 0);\n  for (int byte : {x & 0xFF, x >> 8, entry.y & 0xFF, entry.word & 0xFF, entry.word >> 8}) data.push_back(byte);\n}\nreturn data;"

    def read(data: list[int]) -> list[Record]:
        out = []
        count = int.from_bytes(bytes(data[:2]), "little")
        for low, high, y, tile, attr in [one for one in in_rows(data[2:], 5) if len(one) == 5][:count]:
            x = low + 256 * (high % 2)
            out.append(Record(_ENTRY, (x - 512 if high % 2 else x, _signed(y), high > 127, 256 * attr + tile)))
        return out

    def write(entries: list[Any]) -> list[int]:
        out = [*len(entries).to_bytes(2, "little")]
        for one in entries:
            word = one.x % 512 + 32768 * bool(one.large)
            out += [word % 256, word // 256, one.y % 256, one.word % 256, one.word // 256]
        return out

    def given(r: random.Random) -> list[object]:
        if parse:
            count = r.randrange(0, 5)
            body_ = b"".join(
                bytes([r.randrange(256), r.choice((0, 1, 0x80, 0x81, 0xFE)), r.randrange(256)]) + r.randbytes(2)
                for _ in range(count)
            )
            return [bytes([count + r.choice((0, 0, 0, 1)), 0]) + body_ + r.randbytes(r.choice((0, 0, 3)))]
        return [
            [
                Record(
                    _ENTRY,
                    (
                        r.choice((-256, 255, r.randrange(-30, 30))),
                        r.randrange(-128, 128),
                        r.randrange(2),
                        r.getrandbits(16),
                    ),
                )
                for _ in range(r.randrange(0, 4))
            ]
        ]

    form = "a count (word), then five bytes for each entry: a word with x in bits 0-8 (9-bit two's complement) and the size in bit 15, a byte y (two's complement), a word with the tile and its attributes; all little-endian"
    if parse:
        asks = (
            f"Parse a spritemap ({form}). Other bits of the first word are ignored; stop early where the data ends before a whole entry. At least the count is there.",
            f"Write a function that reads the composition of a sprite as some games store it: {form}. The remaining bits of the x word have no meaning. If the data end too early, return the whole entries that exist; the two bytes of the count always do.",
            f"How do I decode 5-byte sprite entries (count first)? {form}; signed x and y, truncated data gives fewer entries",
            f"The sprite viewer gets raw data: {form}. x runs from -256 to 255, y from -128 to 127. A missing or cut-off entry ends the list; the count is never cut.",
        )
    else:
        asks = (
            f"Serialize sprite pieces: {form}. Unused bits 0; values fit.",
            f"Write a function that stores the composition of a sprite as some games expect it: {form}. `large` is the size bit; the other bits of the x word are 0. x is from -256 to 255, y from -128 to 127.",
            f"How do I export my sprite pieces as 5-byte spritemap entries? {form}; all values in range, spare bits clear",
            f"Saving in the metasprite editor writes {form}. Coordinates are always in range, size means `large`, bits without a meaning stay 0.",
        )
    return Made(
        f"std::vector<Entry> @f({BYTES} data)" if parse else f"{VECTOR} @f(const std::vector<Entry>& entries)",
        body,
        read if parse else write,
        given,
        asks,
        (struct,),
    )


def move_anchor(rng: random.Random) -> Made:
    clamp = rng.random() < 0.4
    if clamp:
        body = "bool fits = true;\nfor (size_t i = 0; i + 4 <= pieces.size(); i += 4) {\n  int x = static_cast<int8_t>(pieces[i]) - dx, y = static_cast<int8_t>(pieces[i + 1]) - dy;\n  fits = fits && x >= -128 && x <= 127 && y >= -128 && y <= 127;\n}\nif (fits)\n  for (size_t i = 0; i + 4 <= pieces.size(); i += 4) {\n    pieces[i] -= dx;\n    pieces[i + 1] -= dy;\n  }\nreturn fits;"
    else:
        body = "int bad = 0;\nfor (size_t i = 0; i + 4 <= pieces.size(); i += 4) {\n  int x = static_cast<int8_t>(pieces[i]) - dx, y = static_cast<int8_t>(pieces[i + 1]) - dy;\n  int inX = std::clamp(x, -128, 127), inY = std::clamp(y, -128, 127);\n  if (inX != x || inY != y) ++bad;\n  pieces[i] = inX;\n  pieces[i + 1] = inY;\n}\nreturn bad;"

    def oracle(pieces: list[int], dx: int, dy: int) -> int:
        new = []
        wrong = 0
        for x, y, *rest in in_rows(pieces, 4):
            exact = [_signed(x) - dx, _signed(y) - dy]
            inside = [sorted((-128, v, 127))[1] for v in exact]
            wrong += exact != inside
            new.append([*[v % 256 for v in inside], *rest])
        if not clamp or not wrong:
            pieces[:] = in_line(new)
        return int(not wrong) if clamp else wrong

    def given(r: random.Random) -> list[object]:
        return [
            _pieces(r, 4, r.choice((24, 127))),
            r.choice((0, 8, -8, 16, r.randrange(-90, 90))),
            r.choice((0, 4, -8, r.randrange(-90, 90))),
        ]

    rule = (
        "If an offset would leave -128 to 127, change nothing and return false, otherwise return true."
        if clamp
        else "An offset that would leave -128 to 127 is limited to it; return how many pieces were limited."
    )
    return Made(
        f"{'bool' if clamp else 'int'} @f({BUFFER} pieces, int dx, int dy)",
        body,
        oracle,
        given,
        (
            f"Move a metasprite's origin by (dx, dy) without moving the picture: subtract from the signed offsets of every 4-byte piece (dx, dy, tile, attr). {rule}",
            f"Write a function that shifts the anchor of a composed sprite by `dx` to the right and `dy` down (each -1000 to 1000) while its picture stays in place: the signed x and y offsets in the first two of each piece's four bytes become smaller by dx and dy. {rule} The list consists of whole pieces.",
            f"How do I change the hot spot of a metasprite? pieces of 4 bytes, signed byte offsets first; offsets -= (dx, dy), moderate ints. {rule}",
            f"I drag the origin cross in the sprite editor by (dx, dy); to keep the drawing still, all pieces (x offset, y offset, tile, attributes) move the other way. {rule}",
        ),
    )


def piece_under_mouse(rng: random.Random) -> Made:
    size_bit = rng.random() < 0.5
    opaque = rng.random() < 0.4
    side = "(pieces[i + 3] & 1 ? 16 : 8)" if size_bit else "8"
    if opaque:
        size_bit = False
        side = "8"
        test = "tiles[pieces[i + 2] * 64 + (pieces[i + 3] & 0x80 ? 7 - y : y) * 8 + (pieces[i + 3] & 0x40 ? 7 - x : x)] != 0"
        body = f"for (size_t i = 0; i + 4 <= pieces.size(); i += 4) {{\n  int x = mouseX - static_cast<int8_t>(pieces[i]), y = mouseY - static_cast<int8_t>(pieces[i + 1]);\n  if (x >= 0 && y >= 0 && x < 8 && y < 8 && {test}) return i / 4;\n}}\nreturn -1;"
    else:
        body = f"for (size_t i = 0; i + 4 <= pieces.size(); i += 4) {{\n  int x = mouseX - static_cast<int8_t>(pieces[i]), y = mouseY - static_cast<int8_t>(pieces[i + 1]);\n  int side = {side};\n  if (x >= 0 && y >= 0 && x < side && y < side) return i / 4;\n}}\nreturn -1;".replace(
            "  int side = 8;\n", ""
        ).replace("x < side && y < side", "x < 8 && y < 8" if not size_bit else "x < side && y < side")

    def oracle(pieces: list[int], *rest: object) -> int:
        mx, my = rest[-2:]
        for i, (dx, dy, tile, attr) in enumerate(in_rows(pieces, 4)):
            span = 16 if size_bit and attr % 2 else 8
            x, y = mx - _signed(dx), my - _signed(dy)  # type: ignore[operator]
            if x not in range(span) or y not in range(span):
                continue
            if opaque:
                rows = in_rows(rest[0][64 * tile : 64 * tile + 64], 8)  # type: ignore[index]
                row = rows[::-1][y] if attr >= 128 else rows[y]
                if not (row[::-1] if attr & 64 else row)[x]:
                    continue
            return i
        return -1

    def given(r: random.Random) -> list[object]:
        pieces = _pieces(r, 5, 10)
        if opaque:
            for at in range(2, len(pieces), 4):
                pieces[at] %= 2
        return [pieces, *([some_pixels(r, 128, 16, 0.5)] if opaque else []), r.randrange(-8, 14), r.randrange(-8, 14)]

    size = "16x16 if bit 0 of its attributes is set, else 8x8" if size_bit else "8x8"
    solid = (
        " and is not transparent there (pixel not 0 in its decoded tile of 64 bytes, flips by attribute bits 6 and 7 respected)"
        if opaque
        else ""
    )
    return Made(
        f"int @f({BYTES} pieces{f', {BYTES} tiles' if opaque else ''}, int mouseX, int mouseY)",
        body,
        oracle,
        given,
        (
            f"Which piece of a metasprite (dx, dy signed, tile, attr; {size}) is at (mouseX, mouseY), relative to its origin{solid}? First in the list wins, -1 for none.",
            f"Write a function for clicking on parts of a composed sprite. Each piece has four bytes: signed x and y offset of its upper left corner, tile, attributes; it is {size}. Return the number of the first piece that covers the point (relative to the sprite's origin){solid}, -1 if there is none. The list has only whole pieces.",
            f"How do I pick a metasprite piece with the mouse? 4 bytes a piece, offsets signed, {size}{'; ' + solid.removeprefix(' and ') if solid else ''}; lowest index, -1 otherwise",
            f"Earlier pieces are drawn on top, so the click goes to the first piece containing the point{solid}. Pieces are x offset, y offset (two's complement), tile, attributes, {size}; coordinates are relative to the anchor; nothing hit means -1.",
        ),
    )


def digit_sprites(rng: random.Random) -> Made:
    digits = rng.choice((3, 4, 5))
    hide = rng.random() < 0.5
    step = rng.choice((8, 8, 6))
    body = cpp(
        """
        std::vector<uint8_t> oam;
        int power = @power;
        value = std::min(value, @most);
        for (int i = 0; i < @digits; ++i, power /= 10) {
          @skip
          oam.push_back(x + i * @step);
          oam.push_back(y);
          oam.push_back(tile + value / power % 10);
          oam.push_back(attributes);
        }
        return oam;
        """,
        power=10 ** (digits - 1),
        most=10**digits - 1,
        digits=digits,
        step=step,
        skip="if (value < power && power > 1) continue;" if hide else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(value: int, x: int, y: int, tile: int, attributes: int) -> list[int]:
        text = str(min(value, 10**digits - 1))
        text = text.rjust(digits, " " if hide else "0")
        out = []
        for i, letter in enumerate(text):
            if letter != " ":
                out += [(x + step * i) % 256, y, (tile + int(letter)) % 256, attributes]
        return out

    lead = "leading zeros make no sprite but keep their place (0 shows one 0)" if hide else "leading zeros are shown"
    return Made(
        f"{VECTOR} @f(int value, uint8_t x, uint8_t y, uint8_t tile, uint8_t attributes)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 7, 10, 99, 100, 10**digits - 1, 10**digits, r.randrange(10**digits))),
            r.randrange(250),
            r.randrange(224),
            r.choice((0, 0x30, 0xF8)),
            0x30,
        ],
        (
            f"OAM bytes (x, y, tile, attr) for a {digits}-digit counter, {step} pixels a digit from x on, digit tiles from `tile` on; {lead}; more than {10**digits - 1} shows {10**digits - 1}.",
            f"Write a function that shows a number with sprites: for each of {digits} digit places from the left four bytes x, y, tile, attributes. The first place is at `x`, each further one {step} pixels to the right; the tile is `tile` plus the digit; all bytes wrap at 256. {lead[0].upper() + lead[1:]}. `value` is not negative; above {10**digits - 1} it is shown as {10**digits - 1}.",
            f"How do I build the OAM entries for a score of {digits} digits? x + {step} * place, tile + digit (mod 256), cap at {10**digits - 1}; {lead}; value >= 0",
            f"The HUD preview draws the counter as sprites: {digits} places {step} pixels apart, most significant first, tile number = base + digit, everything in bytes with wrap-around. {lead[0].upper() + lead[1:]}; a value too large appears as all nines, negative ones don't occur.",
        ),
    )


def heart_row(rng: random.Random) -> Made:
    per = rng.choice((2, 8, 4))
    body = cpp(
        """
        std::vector<uint16_t> words;
        for (int i = 0; i < max / @per; ++i) {
          int left = health - i * @per;
          words.push_back(left >= @per ? full : left @test ? half : empty);
        }
        return words;
        """,
        per=per,
        test="> 0" if (any_ := rng.random() < 0.5) else f">= {per // 2}",
    )

    def oracle(health: int, maximum: int, full: int, half: int, empty: int) -> list[int]:
        hearts = maximum // per
        whole = min(hearts, health // per)
        rest = health - whole * per
        out = [full] * whole + [empty] * (hearts - whole)
        if whole < hearts and rest >= (1 if any_ else per // 2):
            out[whole] = half
        return out

    rule = "has anything left" if any_ else f"has at least {per // 2} left"
    return Made(
        f"{WORD_LIST} @f(int health, int max, uint16_t full, uint16_t half, uint16_t empty)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1, per // 2, per, per + 1, r.randrange(per * 6))),
            r.choice((per * 3, per * 5 + 1, per * 4, 0)),
            0x24A0,
            0x24A1,
            0x24A2,
        ],
        (
            f"Heart display: {per} health points a heart, max / {per} hearts (rounded down). Tile word `full` for a full heart, `half` for one that {rule}, else `empty`.",
            f"Write a function that builds the row of hearts. A heart stands for {per} health points and max / {per} (rounded down) hearts are shown. From the left, each takes its share of `health`: a complete one gets the word `full`, one that {rule} gets `half`, the others `empty`. Health beyond the hearts shown changes nothing; both numbers are 0 or more.",
            f"How do I compute the tile words of a life bar with hearts? {per} points each, count = max / {per}, a partly filled heart is `half` if it {rule}; health may exceed max; none negative",
            f"HUD preview: one word a heart, left to right, {per} points a heart, as many hearts as fit wholly into `max`. Full ones first, then at most one `half` (if it {rule}), the rest `empty`. Too much health just fills all; no negative values.",
        ),
    )


def gauge_tiles(rng: random.Random) -> Made:
    steps = rng.choice((8, 8, 4))
    caps = rng.random() < 0.4
    reverse = rng.random() < 0.4
    body = cpp(
        """
        int pixels = max > 0 ? std::min(value, max) * length * @steps / max : 0;
        std::vector<uint8_t> tiles;
        @head
        for (int i = 0; i < length; ++i) tiles.push_back(base + std::clamp(pixels - i * @steps, 0, @steps));
        @tail
        return tiles;
        """,
        steps=steps,
        head="tiles.push_back(cap);" if caps else "",
        tail="tiles.push_back(cap);" if caps else ("std::reverse(tiles.begin(), tiles.end());" if reverse else ""),
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(value: int, maximum: int, length: int, base: int, cap: int = 0) -> list[int]:
        lit = 0 if maximum == 0 else min(value, maximum) * length * steps // maximum
        bits = "1" * lit + "0" * (length * steps - lit)
        out = [(base + bits[at : at + steps].count("1")) % 256 for at in range(0, len(bits), steps)]
        if caps:
            return [cap, *out, cap]
        return out[::-1] if reverse else out

    end = (
        " A tile `cap` stands at both ends in addition."
        if caps
        else " The bar fills from the right: the list is reversed."
        if reverse
        else ""
    )
    return Made(
        f"{VECTOR} @f(int value, int max, int length, uint8_t base{', uint8_t cap' if caps else ''})",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1, 50, 99, 100, 120)),
            r.choice((100, 100, 99, 37, 0)),
            r.choice((1, 3, 8, 0)),
            r.choice((0, 0x60, 0xFC)),
            *([0x9F] if caps else ()),
        ],
        (
            f"Energy bar of `length` tiles with {steps} steps each: lit = min(value, max) * length * {steps} / max (floor; 0 if max is 0); tile = base + lit steps in it (0-{steps}).{end}",
            f"Write a function that draws a gauge with background tiles. The bar has `length` tiles of {steps} steps; of all steps, min(value, max) * length * {steps} / max are lit (rounded down; none if `max` is 0), filled from the left. A tile's number is `base` plus its lit steps, 0 to {steps}, modulo 256.{end} No argument is negative.",
            f"How do I convert magic points to the tiles of a {steps}-step-per-tile meter? proportion rounded down, tile = base + 0..{steps}, byte wrap, max 0 -> empty.{end} value may exceed max",
            f"My boss energy is a row of `length` tiles; base is the empty one, base + {steps} the full one and those between show 1 to {steps - 1} steps (byte arithmetic). Scale value / max to the bar, floor, never more than full; a maximum of zero leaves it empty.{end} Everything is non-negative.",
        ),
    )


def order_pieces(rng: random.Random) -> Made:
    key = rng.choice(("priority", "bottom", "tile"))
    value = {
        "priority": "p[3] >> 4 & 3",
        "bottom": "static_cast<int8_t>(p[1])",
        "tile": "p[2] | (p[3] & 1) << 8",
    }[key]
    down = key != "tile"
    body = cpp(
        """
        std::vector<std::array<uint8_t, 4>> list(pieces.size() / 4);
        std::copy(pieces.begin(), pieces.begin() + list.size() * 4, list.empty() ? nullptr : list[0].data());
        std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
          auto key = [](const auto& p) { return @value; };
          return key(a) @op key(b);
        });
        for (size_t i = 0; i < list.size(); ++i) std::copy(list[i].begin(), list[i].end(), pieces.begin() + i * 4);
        """,
        value=value,
        op=">" if down else "<",
    ).replace(
        "std::copy(pieces.begin(), pieces.begin() + list.size() * 4, list.empty() ? nullptr : list[0].data());",
        "for (size_t i = 0; i < list.size(); ++i) std::copy_n(pieces.begin() + i * 4, 4, list[i].begin());",
    )

    def oracle(pieces: list[int]) -> None:
        rows = in_rows(pieces, 4)
        keys = {
            "priority": lambda p: -(p[3] // 16 % 4),
            "bottom": lambda p: -_signed(p[1]),
            "tile": lambda p: p[2] + 256 * (p[3] % 2),
        }
        pieces[:] = in_line(sorted(rows, key=keys[key]))

    order = {
        "priority": "priority (bits 4-5 of the attributes), highest first",
        "bottom": "signed y offset, largest (lowest on the screen) first",
        "tile": "tile number (9 bits: the tile byte, bit 0 of the attributes on top), ascending",
    }[key]
    return Made(
        f"void @f({BUFFER} pieces)",
        body,
        oracle,
        lambda r: [_pieces(r, 6, 5)],
        (
            f"Stable sort of a metasprite's 4-byte pieces (x offset, y offset, tile, attributes) by {order}.",
            f"Write a function that rearranges the pieces of a composed sprite in place by {order}; equal ones keep their order. A piece has four bytes: signed x offset, signed y offset, tile, attributes; the list has whole pieces only.",
            f"How do I sort metasprite pieces? 4 bytes each (dx, dy, tile, vhoopppN), key: {order}; stable, in place",
            f"{'Front pieces must come first in OAM' if down else 'DMA wants the tiles in order'}: sort the list of 4-byte pieces (offsets, tile, attributes) by {order}, without disturbing equal ones.",
        ),
    )


def cursor_frame(rng: random.Random) -> Made:
    blink = rng.choice((16, 32))
    frames = rng.choice((2, 4))
    body = cpp(
        """
        int x = cells[selected * 2] * 8 - @dx, y = cells[selected * 2 + 1] * 8 - 1;
        int phase = frame / @speed % @frames;
        int tile = base + phase * 2;
        @hide
        return {static_cast<uint8_t>(x), static_cast<uint8_t>(y), static_cast<uint8_t>(tile), 0x30};
        """,
        dx=(dx := rng.choice((16, 8))),
        speed=blink // frames,
        frames=frames,
        hide="if (frame % 64 >= 60) y = 0xF0;" if (hide := rng.random() < 0.5) else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(cells: list[int], selected: int, frame: int, base: int) -> list[int]:
        column, row = in_rows(cells, 2)[selected]
        cycle = [n for n in range(frames) for _ in range(blink // frames)]
        tile = base + 2 * cycle[frame % blink]
        y = 240 if hide and frame % 64 in (60, 61, 62, 63) else row * 8 - 1
        return [(column * 8 - dx) % 256, y % 256, tile % 256, 0x30]

    gone = " In the last 4 of every 64 frames it is hidden with y = 0xF0." if hide else ""
    return Made(
        f"std::array<uint8_t, 4> @f({BYTES} cells, int selected, int frame, uint8_t base)",
        body,
        oracle,
        lambda r: [
            [r.randrange(32) if n % 2 == 0 else r.randrange(28) for n in range(8)],
            r.randrange(4),
            r.choice((0, 59, 60, 63, 64, r.randrange(300))),
            r.choice((0, 0x40, 0xFE)),
        ],
        (
            f"Menu cursor's OAM bytes: x = column * 8 - {dx}, y = row * 8 - 1, tile = base + 2 * (frame / {blink // frames} mod {frames}), attributes 0x30; column, row of entry n at cells[2n], cells[2n + 1]; bytes wrap.{gone}",
            f"Write a function that returns the four OAM bytes (x, y, tile, attributes) of a menu cursor. `cells` has two bytes for each menu entry, the column and the row of its text in 8x8 cells. The cursor is {dx} pixels left of the text and, because sprites appear a line later, one line above its top. Its {frames} pictures are `base`, base + 2 and so on, each shown for {blink // frames} frames in turn; attributes are 0x30. All values wrap to bytes.{gone}",
            f"How do I compute the hand cursor's sprite for menu entry `selected`? text cell (column, row) pairs in `cells`, cursor at 8 * column - {dx}, 8 * row - 1, animation of {frames} tiles in steps of 2, {blink // frames} frames each, attr 0x30, mod 256.{gone}",
            f"The menu preview needs the pointer: take the selected entry's column and row, go {dx} pixels to the left and one line up, and animate through {frames} tile numbers (base, + 2, ...), changing every {blink // frames} frames. Return x, y, tile, 0x30 as bytes.{gone}",
        ),
    )


def sheet_slots(rng: random.Random) -> Made:
    slots = rng.choice((8, 16, 6))
    share = rng.random() < 0.6
    body = cpp(
        """
        std::vector<int> owner(@slots, -1), start;
        for (size_t i = 0; i + 1 < wanted.size(); i += 2) {
          int id = wanted[i], size = wanted[i + 1], place = -1;
          @reuse
          for (int s = 0; s + size <= @slots && place < 0; ++s)
            if (std::all_of(owner.begin() + s, owner.begin() + s + size, [](int o) { return o < 0; })) place = s;
          @mark
          start.push_back(place);
        }
        return start;
        """,
        slots=slots,
        reuse="if (auto known = std::find(owner.begin(), owner.end(), id); known != owner.end()) place = known - owner.begin();\nelse".replace(
            "\n", "\n  "
        )
        if share
        else "",
        mark="if (place >= 0 && owner[place] < 0) std::fill_n(owner.begin() + place, size, id);",
    )
    if share:
        body = body.replace("else\n  for (int s", "else\n    for (int s").replace(
            "\n    if (std::all_of", "\n      if (std::all_of"
        )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(wanted: list[int]) -> list[int]:
        taken: dict[int, int] = {}
        free = set(range(slots))
        out = []
        for i, (id_, size) in enumerate(zip(wanted[::2], wanted[1::2], strict=False)):
            key = id_ if share else -1 - i
            if key not in taken:
                fits = [s for s in range(slots - size + 1) if set(range(s, s + size)) <= free]
                if not fits:
                    out.append(-1)
                    continue
                taken[key] = fits[0]
                free -= set(range(fits[0], fits[0] + size))
            out.append(taken[key])
        return out

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        kinds = [(n, r.choice((1, 2, 3, 4))) for n in r.sample(range(256), 4)]
        for _ in range(r.randrange(0, 7)):
            out += r.choice(kinds)
        return [out]

    again = (
        " A sheet that is loaded already is shared: the same id gives the same slot again."
        if share
        else " The same id twice is loaded twice."
    )
    return Made(
        f"std::vector<int> @f({BYTES} wanted)",
        body,
        oracle,
        given,
        (
            f"Place sprite sheets in {slots} VRAM slots: `wanted` = id, size (slots), id, size ...; each gets the first gap of that many free slots; return the first slot or -1.{again} A request that doesn't fit takes nothing; sizes >= 1.",
            f"Write a function that assigns graphics slots to sprites. There are {slots} slots, all free. `wanted` lists pairs of bytes: a sheet's id and how many consecutive slots it needs (1 or more; the same for the same id). In turn each gets the lowest place where that many slots are free; return its first slot, -1 (and nothing taken) if there is none.{again}",
            f"How do I do first-fit allocation of sprite tiles in {slots} slots? (id, size) pairs flat, lowest start, -1 = full.{again} size is at least 1 and fixed for an id",
            f"When a room loads, its sprites' sheets go into {slots} slots, first fit, each with its size (>= 1, always the same for an id). I want the start slot for each request in order, or -1 where it did not fit (later smaller ones may still).{again}",
        ),
    )


def frame_rectangle(rng: random.Random) -> Made:
    below = rng.random() < 0.4
    a, b = ("index / rows", "index % rows") if below else ("index % columns", "index / columns")
    name = "rows" if below else "columns"
    body = f"int x = margin + ({a}) * (w + gap), y = margin + ({b}) * (h + gap);\nreturn {{x, y, x + w, y + h}};"

    def oracle(index: int, n: int, w: int, h: int, margin: int, gap: int) -> list[int]:
        major, minor = divmod(index, n)
        column, row = (major, minor) if below else (minor, major)
        left = margin + sum(w + gap for _ in range(column))
        top = margin + sum(h + gap for _ in range(row))
        return [left, top, left + w, top + h]

    order = "column by column (down first)" if below else "row by row"
    return Made(
        f"std::array<int, 4> @f(int index, int {name}, int w, int h, int margin, int gap)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1, 5, r.randrange(40))),
            r.choice((1, 3, 4, 8)),
            r.choice((8, 16, 24)),
            r.choice((8, 16, 32)),
            r.choice((0, 1, 4)),
            r.choice((0, 1, 2)),
        ],
        (
            f"Rectangle {{left, top, right, bottom}} (right/bottom exclusive) of frame `index` in a sprite sheet with {name} `{name}`, frames w x h, outer margin, gap between frames; numbered {order}.",
            f"Write a function that tells where a frame lies on a sprite sheet. Frames of w x h pixels are arranged in a grid with `{name}` {name}, numbered {order} from 0; the first starts `margin` pixels from the left and the top, and neighbours are `gap` pixels apart. Return left, top, right, bottom in pixels, the last two being one past the frame.",
            f"How do I locate frame n on a ripped sheet with borders? {name} known, cells w x h, margin outside, gap between; order {order}; {{x0, y0, x1, y1}} half-open",
            f"Ripped sheets have a frame around and lines between the sprites. Given the index ({order}, `{name}` of them), size, margin and gap, return the half-open rectangle x0, y0, x1, y1.",
        ),
    )


RECIPES = (
    pieces_of_picture,
    cover_with_two_sizes,
    render_pieces,
    spritemap_entries,
    move_anchor,
    piece_under_mouse,
    digit_sprites,
    heart_row,
    gauge_tiles,
    order_pieces,
    cursor_frame,
    sheet_slots,
    frame_rectangle,
)
