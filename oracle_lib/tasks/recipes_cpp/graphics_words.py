"""Tile words of backgrounds: other consoles' words, attributes apart, renumbered tiles, frames, pictures, letters."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


SAID = "a tile word has the tile number in bits 0-9, the palette in bits 10-12, priority in bit 13, horizontal flip in bit 14, vertical flip in bit 15"


def _split(word: int) -> list[int]:
    """Vertical flip, horizontal flip, priority, palette, tile number."""
    digits = f"{word:016b}"
    return [int(part, 2) for part in (digits[0], digits[1], digits[2], digits[3:6], digits[6:])]


def _join(down: int, across: int, priority: int, palette: int, number: int) -> int:
    return int(f"{down}{across}{priority}{palette:03b}{number:010b}", 2)


def _word(r: random.Random) -> int:
    return r.choice((r.getrandbits(16), r.getrandbits(16), 0, 0xFFFF, r.randrange(0x400)))


def _words(r: random.Random, most: int = 8, least: int = 0) -> list[int]:
    return [_word(r) for _ in range(r.randrange(least, most + 1))]


def renumber_by_table(rng: random.Random) -> Made:
    beyond = rng.choice(("stays as it is", "becomes tile 0 without flips"))
    stay = beyond.startswith("stays")
    body = cpp(
        """
        for (uint16_t& word : words) {
          size_t number = word & 0x3FF;
          @step
        }
        """,
        step="if (number < table.size()) word = (word & 0xFC00 ^ (table[number] & 0xC000)) | (table[number] & 0x3FF);".replace(
            "(word & 0xFC00 ^ (", "((word & 0xFC00) ^ ("
        )
        if stay
        else "if (number < table.size()) word = ((word & 0xFC00) ^ (table[number] & 0xC000)) | (table[number] & 0x3FF);\n  else word &= 0x3C00;",
    )

    def oracle(words: list[int], table: list[int]) -> None:
        for i, word in enumerate(words):
            down, across, priority, palette, number = _split(word)
            if number < len(table):
                entry = _split(table[number])
                words[i] = _join(down ^ entry[0], across ^ entry[1], priority, palette, entry[4])
            elif not stay:
                words[i] = _join(0, 0, priority, palette, 0)

    return Made(
        f"void @f({WORD_BUFFER} words, {WORDS} table)",
        body,
        oracle,
        lambda r: [
            [w & 0xFC0F | r.choice((0, 0, 0, 0x200)) for w in _words(r, 8, 1)],
            [_word(r) for _ in range(r.randrange(4, 17))],
        ],
        (
            f"My tile optimiser merged flipped duplicates: table[n] = new tile number (bits 0-9) and the flips it needs (bits 14, 15). Fix the map `words`: new number, flips toggled, palette and priority kept. A word whose number the table lacks {beyond}.",
            f"Write a function that renumbers the tiles of a map. {SAID[0].upper() + SAID[1:]}. `table` gives for each old tile number a word whose number replaces it and whose flip bits are XORed into the flips of the map's word; the other bits of the entry are ignored. Palette and priority stay. A word with a number beyond the table {beyond}{'' if stay else ' (palette and priority stay)'}.",
            f"How do I apply a dedup table to an SNES tilemap? New number from table[old], flips ^= those of the entry, other attributes kept; number >= table.size(): {beyond}{'' if stay else ', palette and priority kept'}.",
            f"w = vhopppcc cccccccc: c = table[c].c, v ^= table[c].v, h ^= table[c].h; c outside of the table: the word {beyond}{'' if stay else ' (o, p kept)'}",
            f"After squeezing the tileset each old tile has become another one, perhaps mirrored; that is what `table` says in tile word form. Bring the BG map up to date in place. Words with tiles that the table does not know: the word {beyond}{'' if stay else ', only palette and priority survive'}.",
        ),
    )


def move_tile_range(rng: random.Random) -> Made:
    counted = rng.random() < 0.5
    palette = rng.choice((-1, -1, rng.randrange(8)))
    body = cpp(
        """
        int moved = 0;
        for (uint16_t& word : words) {
          int number = word & 0x3FF;
          if (number < first || number >= first + count) continue;
          word = (word & @keep) | @color((number - first + to) & 0x3FF);
          ++moved;
        }
        return moved;
        """,
        keep="0xFC00" if palette < 0 else "0xE000",
        color="" if palette < 0 else f"{hexadecimal(palette << 10)} | ",
    )
    if not counted:
        body = body.replace("int moved = 0;\n", "").replace("  ++moved;\n", "").replace("\nreturn moved;", "")

    def oracle(words: list[int], first: int, count: int, to: int) -> int:
        old = list(range(first, first + min(max(count, 0), 1024)))
        moved = 0
        for i, word in enumerate(words):
            down, across, priority, color, number = _split(word)
            if number in old:
                moved += 1
                words[i] = _join(
                    down, across, priority, color if palette < 0 else palette, (to + old.index(number)) % 1024
                )
        return moved

    def given(r: random.Random) -> list[object]:
        first, count = r.choice((0, 0x20, 0x3F8, r.randrange(1024))), r.choice((0, 1, 8, 16))
        near = [first, first + count, first + count - 1, first - 1, first + 1]
        return [
            [(r.getrandbits(6) << 10) | (r.choice(near) % 1024) for _ in range(r.randrange(1, 8))],
            first,
            count,
            r.choice((0, 0x3FC, r.randrange(1024))),
        ]

    extra = "" if palette < 0 else f" They also get palette {palette}."
    told = " Return how many words point into the moved block." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({WORD_BUFFER} words, int first, int count, int to)",
        body,
        oracle,
        given,
        (
            f"Tiles first .. first + count - 1 have moved to `to` in VRAM; patch the map words that use them (number wraps in 10 bits).{extra}{told}",
            f"Write a function that relocates graphics in a tilemap. Every word whose tile number (bits 0-9) is at least `first` and less than first + count gets the number `to` plus its distance from `first`, kept to 10 bits; its other bits stay.{' But the palette (bits 10-12) becomes ' + str(palette) + '.' if palette >= 0 else ''} Other words remain untouched.{told}",
            f"How do I follow moved graphics in a BG map? Block of `count` tiles from `first` went to `to`; {'flips and priority' if palette >= 0 else 'flips, palette and priority'} are kept.{extra} New numbers are taken mod 1024.{told}",
            f"for w: c in [first, first + count) -> c - first + to (mod $400){'' if palette < 0 else f', ppp = {palette}'}{'; returns the number of words in that range' if counted else ''}",
            f"I shifted my font from one place of the tileset to another, so words that point into the old {'`count`' if counted else ''} tiles (`first` on, `count` of them) must point into the new ones (`to` on, wrapping from 0x3FF to 0).{extra}{told}".replace(
                "old  tiles", "old tiles"
            ),
        ),
    )


def attributes_apart(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    alternating = rng.random() < 0.3
    if back:
        body = "std::vector<uint16_t> words;\n" + (
            "size_t half = data.size() / 2;\nfor (size_t i = 0; i < half; ++i) words.push_back(data[i] | data[half + i] << 8);\nreturn words;"
            if not alternating
            else "for (size_t i = 0; i + 1 < data.size(); i += 2) words.push_back(data[i] << 8 | data[i + 1]);\nreturn words;"
        )

        def join(data: list[int]) -> list[int]:
            half = len(data) // 2
            pairs = (
                zip(data[:half], data[half : 2 * half], strict=True)
                if not alternating
                else zip(data[1::2], data[::2], strict=False)
            )
            return [int.from_bytes(bytes(pair), "little") for pair in pairs]

        layout = (
            "first all tile bytes (low bytes of the words), then as many attribute bytes (high bytes)"
            if not alternating
            else "for each tile the attribute byte (high) and then the tile byte (low)"
        )
        return Made(
            f"std::vector<uint16_t> @f({BYTES} data)",
            body,
            join,
            lambda r: [r.randbytes(r.randrange(0, 13))],
            (
                f"Rebuild BG tile words from a file that holds {layout}. Odd byte at the end: ignore.",
                f"Write a function that reads a tilemap in which bytes are arranged like this: {layout}. Return the 16-bit words. If the size is odd, the last byte means nothing.",
                f"How do I import this editor's maps? In them I find {layout}; I want normal tile words, floor(size / 2) of them.",
                f"data: {layout} -> words (size / 2, rounded down)",
                f"The decompressed map of this game is unusual: it has {layout}. Give me the map entries in the order in which they come (a byte without partner at the very end is dropped).",
            ),
        )
    part = rng.choice(("both", "both", "attributes"))
    body = {
        "both": "std::vector<uint8_t> out;\nfor (uint16_t word : words) out.push_back(word & 0xFF);\nfor (uint16_t word : words) out.push_back(word >> 8);\nreturn out;",
        "attributes": "std::vector<uint8_t> out;\nfor (uint16_t word : words) {\n  uint8_t high = word >> 8;\n  if (out.size() >= 2 && out.back() == high && out[out.size() - 2] < 255) ++out[out.size() - 2];\n  else out.insert(out.end(), {1, high});\n}\nreturn out;",
    }[part]

    def oracle(words: list[int]) -> list[int]:
        low, high = [word % 256 for word in words], [word // 256 for word in words]
        if part == "both":
            return low + high
        runs: list[list[int]] = []
        for value in high:
            if runs and runs[-1][1] == value and runs[-1][0] != 255:
                runs[-1] = [runs[-1][0] + 1, value]
            else:
                runs.append([1, value])
        return [number for run in runs for number in run]

    said = {
        "both": "all low bytes (tile) in order, followed by all high bytes (attributes)",
        "attributes": "their high bytes (attributes) as run lengths: pairs of count (1-255) and value, greedily from the start",
    }[part]
    return Made(
        f"std::vector<uint8_t> @f({WORDS} words)",
        body,
        oracle,
        lambda r: [
            [w & 0xFF | r.choice((0x0400, 0x2400, 0x6400)) for w in _words(r, 10)]
            + r.choice(([], [0x2400] * 300, [0x400] * 255))
        ],
        (
            f"From BG words make {said}.",
            f"Write a function that stores the words of a tilemap so that they pack better: it returns {said}. No words give an empty result.",
            f"How do I take the attribute bytes out of a tilemap? Wanted as bytes: {said}.",
            f"words -> {said}",
            f"My compressor does badly on tile words, since neighbours differ only in the tile. So I want {said}.",
        ),
    )


def foreign_words(rng: random.Random) -> Made:
    source = rng.choice(("Mega Drive", "Game Boy Color", "GBA", "PC Engine"))
    one = rng.random() < 0.4
    formats = {
        "Mega Drive": (
            "bits 0-10 tile number, bit 11 horizontal flip, bit 12 vertical flip, bits 13-14 palette, bit 15 priority",
            "(w & 0x3FF) | (w >> 13 & 3) << 10 | (w >> 15) << 13 | (w >> 11 & 1) << 14 | (w >> 12 & 1) << 15",
            "bit 10 of the number is lost",
        ),
        "Game Boy Color": (
            "low byte tile number, high byte attributes: bits 0-2 palette, bit 3 tile bank, bit 5 horizontal flip, bit 6 vertical flip, bit 7 priority",
            "(w & 0xFF) | (w >> 11 & 1) << 8 | (w >> 8 & 7) << 10 | (w >> 15) << 13 | (w >> 13 & 3) << 14",
            "the bank becomes bit 8 of the tile number",
        ),
        "GBA": (
            "bits 0-9 tile number, bit 10 horizontal flip, bit 11 vertical flip, bits 12-15 palette",
            "(w & 0x3FF) | (w >> 12 & 7) << 10 | (w >> 10 & 3) << 14",
            "bit 3 of the palette is lost and priority is 0",
        ),
        "PC Engine": (
            "bits 0-11 tile number, bits 12-15 palette",
            "(w & 0x3FF) | (w >> 12 & 7) << 10",
            "the upper two bits of the number and bit 3 of the palette are lost; no flips, no priority",
        ),
    }
    layout, value, loss = formats[source]

    def convert(w: int) -> int:
        d = f"{w:016b}"[::-1]

        def part(low: int, count: int) -> int:
            return int(d[low : low + count][::-1], 2)

        if source == "Mega Drive":
            return _join(part(12, 1), part(11, 1), part(15, 1), part(13, 2), part(0, 10))
        if source == "Game Boy Color":
            return _join(part(14, 1), part(13, 1), part(15, 1), part(8, 3), part(0, 8) + 256 * part(11, 1))
        if source == "GBA":
            return _join(part(11, 1), part(10, 1), 0, part(12, 3), part(0, 10))
        return _join(0, 0, 0, part(12, 3), part(0, 10))

    def all_of(words: list[int]) -> list[int]:
        return [convert(w) for w in words]

    return Made(
        "uint16_t @f(uint16_t w)" if one else f"std::vector<uint16_t> @f({WORDS} map)",
        f"return {value};"
        if one
        else f"std::vector<uint16_t> out;\nfor (uint16_t w : map) out.push_back({value});\nreturn out;",
        convert if one else all_of,
        (lambda r: [_word(r)]) if one else (lambda r: [_words(r)]),
        (
            f"{source} map entry to SNES tile word ({loss}). Source: {layout}.",
            f"Write a function that converts {'a background map entry' if one else 'a background map'} of the {source} for the SNES. The source word: {layout}. On the SNES {SAID}. What both have is carried over; {loss}.",
            f"How do I port {source} tilemaps to the SNES? There an entry is: {layout}. Here: vhopppcc cccccccc. Note that {loss}.",
            f"{source} ({layout}) -> vhopppcc cccccccc; {loss}",
            f"I am porting a {source} game. {'One map entry at a time' if one else 'Its whole map'} is to become {'a tile word' if one else 'tile words'} of the SNES: same tile number, palette and flips as far as there are such, where {loss}. Source format: {layout}.",
        ),
    )


def window_frame(rng: random.Random) -> Made:
    flips = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint16_t> out;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            int column = x == 0 ? 0 : x == width - 1 ? 2 : 1;
            int row = y == 0 ? 0 : y == height - 1 ? 2 : 1;
            @value
          }
        return out;
        """,
        value="out.push_back(corner + row * 3 + column);"
        if not flips
        else "int part = row == 1 && column == 1 ? 3 : row == 1 ? 2 : column == 1 ? 1 : 0;\n    out.push_back((corner + part) | (column == 2 ? 0x4000 : 0) | (row == 2 ? 0x8000 : 0));",
    )

    def oracle(width: int, height: int, corner: int) -> list[int]:
        across = [0, *[1] * (width - 2), 2]
        down = [0, *[1] * (height - 2), 2]
        if flips:
            pieces = {(0, 0): 0, (0, 1): 1, (1, 0): 2, (1, 1): 3}
            return [
                (corner + pieces[y % 2, x % 2]) % 0x10000 | 0x4000 * (x == 2) | 0x8000 * (y == 2)
                for y in down
                for x in across
            ]
        return [(corner + 3 * y + x) % 0x10000 for y in down for x in across]

    tiles = (
        "the corner, the top edge, the left edge and the middle are the words corner, corner + 1, corner + 2, corner + 3; the right side uses them with bit 14 (horizontal flip) set, the bottom with bit 15 (vertical flip) set, the lower right corner with both"
        if flips
        else "the nine words corner to corner + 8 are, row by row, the three of the top (left corner, edge, right corner), of the middle and of the bottom"
    )
    return Made(
        "std::vector<uint16_t> @f(int width, int height, uint16_t corner)",
        body,
        oracle,
        lambda r: [
            r.choice((2, 3, r.randrange(2, 9))),
            r.choice((2, 3, r.randrange(2, 7))),
            r.choice((0x2000, 0x24F0, 0x100, r.randrange(0x3FF0))),
        ],
        (
            f"Tilemap of a menu box, width x height words (both at least 2), row by row: {tiles}.",
            f"Write a function that builds a window for a text box: `width` by `height` tile words, top row first. Of the graphics {tiles}. Edges and middle repeat as needed; width and height are 2 or more.",
            f"How do I draw a resizable dialog frame? {'Four tiles with flips' if flips else 'Nine tiles (3x3)'}: {tiles}. Return the rows one behind the other; sizes >= 2.",
            f"{'4' if flips else '9'}-piece frame of width x height words; {tiles}",
            f"The menu builder of my editor needs the words of a box of any size from 2x2 on. As to the tiles, {tiles}.",
        ),
    )


def turn_block_half(rng: random.Random) -> Made:
    way = rng.choice(("around", "around", "transpose"))
    if way == "around":
        body = "std::reverse(words.begin(), words.end());\nfor (uint16_t& word : words) word ^= 0xC000;"
        signature, extra = f"void @f({WORD_BUFFER} words)", False
    else:
        body = "std::vector<uint16_t> out;\nfor (size_t x = 0; x < width; ++x)\n  for (size_t y = 0; y < words.size() / width; ++y) {\n    uint16_t word = words[y * width + x];\n    out.push_back((word & 0x3FFF) | (word & 0x4000) << 1 | (word & 0x8000) >> 1);\n  }\nreturn out;"
        signature, extra = f"std::vector<uint16_t> @f({WORDS} words, size_t width)", True

    def oracle(words: list[int], width: int = 0) -> object:
        if not extra:
            words[:] = [_join(1 - p[0], 1 - p[1], p[2], p[3], p[4]) for p in map(_split, words[::-1])]
            return None
        rows = [words[i : i + width] for i in range(0, len(words), width)]
        swapped = [[_join(p[1], p[0], p[2], p[3], p[4]) for p in map(_split, row)] for row in rows]
        return [word for column in zip(*swapped, strict=True) for word in column]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(1, 5)
        block = [_word(r) for _ in range(width * height)]
        return [block, width] if extra else [block]

    if extra:
        asks: tuple[str, ...] = (
            "Transpose a block of tile words (`width` wide): columns become rows, and the two flip bits of each word change places.",
            "Write a function that mirrors a block of a map at its main diagonal, for tiles that were transposed as well. `words` holds whole rows of `width` words; the result holds the former columns as rows, left column first. In every word bit 14 (horizontal flip) and bit 15 (vertical flip) are exchanged.",
            "How do I swap x and y of a tilemap selection? Row-major in, width given, whole rows; row-major out; h and v of each word (bits 14/15) swapped, the rest unchanged.",
            "out[x * height + y] = words[y * width + x] with h <-> v",
            "Diagonal mirror tool: the selected block (rows of `width` words) comes out with x and y exchanged, so the flips of each SNES tile word must be exchanged too.",
        )
    else:
        asks = (
            "Turn a rectangular block of BG words by 180 degrees (order reversed, both flip bits toggled).",
            "Write a function that rotates a selection of a tilemap by half a turn, in place. The block is stored row by row, so its words come in the opposite order; and each tile itself is turned by toggling its horizontal flip (bit 14) and vertical flip (bit 15).",
            "How do I rotate part of an SNES map by 180 degrees? The vector is the block, row-major. Don't forget the tiles' own flips.",
            "words reversed, each ^ $C000",
            "Upside-down level: the selected block (tile words vhopppcc cccccccc, row after row) is to be turned by half a revolution, picture and all.",
        )
    return Made(signature, body, oracle, given, asks)


def attribute_differences(rng: random.Random) -> Made:
    what = rng.choice(("same tile", "palette", "flip"))
    mask = {"same tile": 0xFC00, "palette": 0x1C00, "flip": 0xC000}[what]
    give = rng.choice(("count", "places"))
    test = f"(a[i] & 0x3FF) == (b[i] & 0x3FF) && ((a[i] ^ b[i]) & {hexadecimal(mask)})"
    act, head = (
        ("++found;", "int found = 0;") if give == "count" else ("found.push_back(i);", "std::vector<int> found;")
    )
    body = f"{head}\nfor (size_t i = 0; i < std::min(a.size(), b.size()); ++i)\n  if ({test}) {act}\nreturn found;"

    def oracle(a: list[int], b: list[int]) -> object:
        found = []
        for i, (one, two) in enumerate(zip(map(_split, a), map(_split, b), strict=False)):
            parts = {"same tile": slice(0, 4), "palette": slice(3, 4), "flip": slice(0, 2)}[what]
            if one[4] == two[4] and one[parts] != two[parts]:
                found.append(i)
        return len(found) if give == "count" else found

    def given(r: random.Random) -> list[object]:
        a = _words(r, 10, 1)
        b = [w ^ r.choice((0, 0, 0x400, 0x2000, 0x4000, 0x8000, 1, 0x1C00, 0xFC00)) for w in a]
        return [a, b + _words(r, 2)]

    differ = {
        "same tile": "another attribute (anything but the tile number)",
        "palette": "another palette",
        "flip": "another flip",
    }[what]
    wanted = f"{'how many entries' if give == 'count' else 'the indexes of the entries which'} have the same tile number in both maps but {differ}"
    return Made(
        f"{'int' if give == 'count' else 'std::vector<int>'} @f({WORDS} a, {WORDS} b)",
        body,
        oracle,
        given,
        (
            f"Compare two SNES tilemaps: {wanted}. Up to the shorter one's end.",
            f"Write a function that returns {wanted}. {SAID[0].upper() + SAID[1:]}. Entries beyond the end of the shorter map are not compared.",
            f"How do I see that only attributes were edited? For entries i of both maps I want {wanted}.",
            f"{'count' if give == 'count' else 'all'} i < min size: a[i].tile == b[i].tile && {differ.partition(' (')[0]}",
            f"Two versions of a BG map look alike, but not quite. Tell me {wanted}; if one map is longer, forget its rest.",
        ),
    )


def number_block(rng: random.Random) -> Made:
    across = rng.choice((16, 16, 32))
    down = rng.random() < 0.4
    vram = not down and rng.random() < 0.5
    value = f"(tile + y * {across} + x)" if vram else "(tile + x * height + y)" if down else "(tile + y * width + x)"
    body = f"std::vector<uint16_t> out;\nfor (int y = 0; y < height; ++y)\n  for (int x = 0; x < width; ++x) out.push_back(({value[1:-1]}) & 0x3FF | attributes);\nreturn out;".replace(
        ") & 0x3FF | attributes", ") % 0x400 + attributes * 0x400"
    )

    def oracle(width: int, height: int, tile: int, attributes: int) -> list[int]:
        step_x, step_y = (height, 1) if down else (1, across if vram else width)
        rows = [[tile + step_y * y + step_x * x for x in range(width)] for y in range(height)]
        return [int(f"{attributes:06b}{number % 1024:010b}", 2) for row in rows for number in row]

    order = (
        f"a row of the picture is {across} tiles below the one before it, as in a sheet of {across} tiles a row"
        if vram
        else "numbers run down the first column, then down the second and so on"
        if down
        else "numbers run on from left to right and from row to row"
    )
    return Made(
        "std::vector<uint16_t> @f(int width, int height, int tile, int attributes)",
        body,
        oracle,
        lambda r: [
            r.randrange(1, 6),
            r.randrange(1, 5),
            r.choice((0, 1, 0x3F8, r.randrange(1024))),
            r.choice((0, 8, 0x3F, r.randrange(64))),
        ],
        (
            f"Map words that show a picture of width x height tiles from tile number `tile` on: {order}. `attributes` are the upper six bits of each word. Numbers wrap at 0x400. Row-major.",
            f"Write a function that generates the tilemap of a title picture. It has `width` by `height` tiles, and the upper left one is number `tile`; {order}, wrapping within 10 bits. Put `attributes` (0-63: palette, priority, flips) into bits 10-15 of every word. Return the words row by row.",
            f"How do I fill a rectangle with ascending tile numbers? Start: `tile`. {order[0].upper() + order[1:]}; mod 1024; vhoppp = `attributes` everywhere; output row after row.",
            f"out[y][x] = attributes << 10 | ({value[1:-1].replace(' * ', '*')}) & $3FF",
            f"A logo is loaded to VRAM as tiles `tile` and following: {order}. Its map, row by row, with the six high bits set to `attributes`, please (tile number 0x400 is 0 again).",
        ),
    )


def palettes_in_blocks(rng: random.Random) -> Made:
    side = rng.choice((2, 2, 4))
    give = rng.choice(("bad", "palettes"))
    if give == "bad":
        body = cpp(
            """
            std::vector<int> mixed;
            int across = width / @n, down = words.size() / width / @n;
            for (int block = 0; block < across * down; ++block) {
              int corner = block / across * @n * width + block % across * @n;
              bool same = true;
              for (int y = 0; y < @n; ++y)
                for (int x = 0; x < @n; ++x)
                  if ((words[corner + y * width + x] ^ words[corner]) & 0x1C00) same = false;
              if (!same) mixed.push_back(block);
            }
            return mixed;
            """,
            n=side,
        )
        wanted = "the numbers of the blocks whose tiles do not all have the same palette"
    else:
        body = cpp(
            """
            std::vector<int> used;
            int across = width / @n, down = words.size() / width / @n;
            for (int block = 0; block < across * down; ++block) {
              int corner = block / across * @n * width + block % across * @n;
              int mask = 0;
              for (int y = 0; y < @n; ++y)
                for (int x = 0; x < @n; ++x) mask |= 1 << (words[corner + y * width + x] >> 10 & 7);
              used.push_back(mask);
            }
            return used;
            """,
            n=side,
        )
        wanted = "for each block a number in which bit p is set if one of its tiles has palette p"

    def oracle(words: list[int], width: int) -> list[int]:
        rows = [[_split(word)[3] for word in words[i : i + width]] for i in range(0, len(words) - width + 1, width)]
        sets = []
        for y in range(0, len(rows) - side + 1, side):
            for x in range(0, width - side + 1, side):
                sets.append({p for row in rows[y : y + side] for p in row[x : x + side]})
        return (
            [i for i, one in enumerate(sets) if len(one) > 1]
            if give == "bad"
            else [sum(2**p for p in one) for one in sets]
        )

    def given(r: random.Random) -> list[object]:
        width, height = side * r.randrange(1, 4), side * r.randrange(1, 3)
        base = [r.choice((0x0400, 0x0400, 0x1C00)) for _ in range(width * height)]
        return [
            [w | r.getrandbits(10) | (0x0800 if r.random() < 0.1 else 0) | r.choice((0, 0x2000, 0xC000)) for w in base],
            width,
        ]

    return Made(
        f"std::vector<int> @f({WORDS} words, int width)",
        body,
        oracle,
        given,
        (
            f"Blocks of {side}x{side} tiles in a BG map (`width` words a row, sizes divisible by {side}), counted row by row from 0: {wanted}.",
            f"Write a function that examines the palettes of a tilemap in blocks of {side} by {side} tiles. The map has rows of `width` words, and both its sides are multiples of {side}. The blocks are numbered in reading order from 0. Return {wanted}. The palette is in bits 10-12 of a word.",
            f"How do I check a map against the attribute grid of another console, where {side}x{side} tiles share a palette? Give me {wanted} (reading order, first is 0).",
            f"{side}x{side} blocks of words, ppp = w >> 10 & 7: {wanted}",
            f"I want to port my background to hardware with one palette for every {8 * side}x{8 * side} pixels. Needed: {wanted}. Blocks count from the top left, row after row; the map divides evenly.",
        ),
    )


def tall_text_words(rng: random.Random) -> Made:
    step = rng.choice((16, 16, 32, 1))
    first = rng.choice((0x20, 0x20, 0x41))
    missing = rng.choice((0, 0x3F))
    pairs = step == 1
    formula = "(letter - FIRST) * 2" if pairs else f"(letter - FIRST) / {step} * {2 * step} + (letter - FIRST) % {step}"
    formula = formula.replace("FIRST", hexadecimal(first))
    body = cpp(
        """
        std::vector<uint16_t> words;
        for (int row = 0; row < 2; ++row)
          for (char letter : text) {
            int tile = @missing;
            if (letter >= @first && letter < 0x60) tile = @formula + row * @step;
            words.push_back(base + tile);
          }
        return words;
        """,
        missing=missing,
        first=hexadecimal(first),
        formula=formula,
        step=step,
    )

    def oracle(text: str, base: int) -> list[int]:
        tops = []
        for start in range(0, 0x60, step):
            tops += [start * 2 + i for i in range(step)]
        codes = [ord(letter) - first if first <= ord(letter) < 0x60 else None for letter in text]
        upper = [missing if code is None else tops[code] for code in codes]
        lower = [missing if code is None else tops[code] + step for code in codes]
        return [(base + number) % 0x10000 for number in upper + lower]

    font = (
        "each letter's upper half is tile 2n and its lower half tile 2n + 1"
        if pairs
        else f"the font is a sheet with {step} tiles a row: {step} upper halves, below them (+{step}) their lower halves, then the next {step} letters"
    )
    return Made(
        "std::vector<uint16_t> @f(const std::string& text, uint16_t base)",
        body,
        oracle,
        lambda r: [
            "".join(r.choice("AZ HELO_@19a~" + "".join(map(chr, range(0x20, 0x60)))) for _ in range(r.randrange(0, 9))),
            r.choice((0x2000, 0x2480, 0x100)),
        ],
        (
            f"8x16 text to tile words: first the words of the upper halves of all letters, then of the lower. n = ASCII - {hexadecimal(first)}; {font}. Add `base` to each. Letters outside {hexadecimal(first)}-0x5F: tile {missing} above and below.",
            f"Write a function that prints a line of tall letters as two rows of tile words (upper row, then lower row, each as long as the text). For letter number n = character - {hexadecimal(first)}, {font}. A character below {hexadecimal(first)} or from 0x60 on shows tile {missing} in both rows. Every word is `base` plus the tile number.",
            f"How do I write 16-pixel-high text to a tilemap? Tile numbers: {font}, with n (from 0) the character minus {hexadecimal(first)}. Unknown characters (not {hexadecimal(first)} to 0x5F) are tile {missing} twice. Words = base + tile; all the tops, then all the bottoms.",
            f"top row and bottom row of `text`; n = c - ${first:X} for c in ${first:X}-$5F, else both {missing}; {font}; + base",
            f"My menu font is two tiles high: {font} (n counts from ASCII {hexadecimal(first)}). Make the words for a caption, tops first and then bottoms; what the font lacks (below {hexadecimal(first)}, above 0x5F) is tile {missing} in both. `base` holds attributes and font position and is added.",
        ),
    )


def parse_word_note(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    body = cpp(
        """
        int word = 0;
        size_t at = 0;
        for (; at < note.size() && isxdigit(static_cast<unsigned char>(note[at])); ++at) {
          int digit = note[at] <= '9' ? note[at] - '0' : (note[at] & 0xDF) - 'A' + 10;
          word = word * 16 + digit;
        }
        if (at == 0 || at > 3 || word > 0x3FF) return @bad;
        for (; at < note.size(); ++at) {
          char mark = note[at];
          if (mark == 'h') word |= 0x4000;
          else if (mark == 'v') word |= 0x8000;
          else if (mark == '!') word |= 0x2000;
          else if (mark == 'p' && at + 1 < note.size() && note[at + 1] >= '0' && note[at + 1] <= '7') word = (word & 0xE3FF) | (note[++at] - '0') << 10;
          else return @bad;
        }
        return word;
        """,
        bad="std::nullopt" if strict else "-1",
    )

    def oracle(note: str) -> int | None:
        bad = None if strict else -1
        count = 0
        while count < len(note) and note[count] in "0123456789abcdefABCDEF":
            count += 1
        number, marks = note[:count], note[count:]
        if not 1 <= count <= 3 or int(number, 16) >= 1024:
            return bad
        palette, flags = 0, [0, 0, 0]
        while marks:
            if marks[0] in "vh!":
                flags["vh!".index(marks[0])] = 1
                marks = marks[1:]
            elif marks[0] == "p" and marks[1:2] and marks[1] in "01234567":
                palette, marks = int(marks[1]), marks[2:]
            else:
                return bad
        return _join(flags[0], flags[1], flags[2], palette, int(number, 16))

    def given(r: random.Random) -> list[str]:
        number = r.choice((f"{r.randrange(1024):x}", f"{r.randrange(1024):03X}", "400", "0", "", "0001"))
        marks = "".join(
            r.choice(("h", "v", "!", f"p{r.randrange(8)}", f"p{r.randrange(8)}")) for _ in range(r.randrange(0, 4))
        )
        return [number + marks + r.choice(("", "", "", "p", "p8", "x"))]

    bad = "nothing (std::nullopt)" if strict else "-1"
    return Made(
        f"{'std::optional<int>' if strict else 'int'} @f(const std::string& note)",
        body,
        oracle,
        given,
        (
            f"Parse tile notes like `1A3p5hv!` to an SNES tile word: 1-3 hex digits (max 3FF), then any of h, v, ! (priority), pN (palette 0-7, last one counts). Malformed: {bad}.",
            f"Write a function that reads the short form of a tile word: one to three hexadecimal digits (either case) of the tile number, at most 3FF, directly followed by marks in any order and number: h sets bit 14 (horizontal flip), v bit 15 (vertical flip), ! bit 13 (priority), p with a digit 0 to 7 puts it into bits 10-12 (a later p replaces an earlier one). All digits at the start belong to the number. Anything else gives {bad}.",
            f"How do I let users type map entries? `2F`, `0c1h`, `3ffp7v!` are valid: hex tile number of 1 to 3 digits up to 3FF, then h / v / ! / p0 to p7, repeated as they like (the last palette wins). Marks are lower case. For wrong text return {bad}.",
            f"note = hex{{1,3}} (<= $3FF), then (h | v | ! | p[0-7])*; value vhopppcc cccccccc, o for '!'; else {bad}",
            f"In my text maps a cell is written as `tile number in hex` + marks: h, v (flips), ! (priority), p0 ... p7 (palette; if repeated, the last). Give me the tile word for a cell, or {bad} if it isn't written like that, e.g. with more than three digits or a number above 3FF.",
        ),
    )


def clear_useless_flips(rng: random.Random) -> Made:
    counted = rng.random() < 0.5
    body = cpp(
        """
        int changed = 0;
        for (uint16_t& word : words) {
          size_t number = word & 0x3FF;
          int kind = number < symmetry.size() ? symmetry[number] : 0;
          uint16_t cleared = word & ~((kind & 1 ? 0x4000 : 0) | (kind & 2 ? 0x8000 : 0));
          if (cleared != word) ++changed;
          word = cleared;
        }
        return changed;
        """
    )
    if not counted:
        body = (
            body.replace("int changed = 0;\n", "")
            .replace("  if (cleared != word) ++changed;\n", "")
            .replace("\nreturn changed;", "")
        )

    def oracle(words: list[int], symmetry: list[int]) -> int:
        before = list(words)
        for i, word in enumerate(words):
            down, across, priority, palette, number = _split(word)
            kind = dict(enumerate(symmetry)).get(number, 0) % 4
            words[i] = _join(down * (kind < 2), across * (kind % 2 == 0), priority, palette, number)
        return sum(a != b for a, b in zip(before, words, strict=True))

    told = " Return the number of words that changed." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({WORD_BUFFER} words, {BYTES} symmetry)",
        body,
        oracle,
        lambda r: [
            [(r.getrandbits(6) << 10) | r.randrange(10) for _ in range(r.randrange(1, 9))],
            [r.choice((0, 1, 2, 3)) for _ in range(r.randrange(4, 9))],
        ],
        (
            f"Normalise a BG map: clear the h flip of tiles with symmetry[n] & 1 and the v flip of tiles with symmetry[n] & 2 (n beyond the list: leave).{told}",
            f"Write a function that removes flips that have no effect. symmetry[n] says for tile number n whether a horizontal (bit 0) or a vertical flip (bit 1) leaves it as it is. In each tile word (number in bits 0-9) clear bit 14 if the first holds and bit 15 if the second does; tiles beyond the list are not symmetric.{told}",
            f"How do I make equal-looking map words equal? Symmetric tiles may carry needless flip bits; `symmetry` has 1 (left-right), 2 (top-bottom), 3 (both) or 0 a tile, and stands for 0 where it is too short.{told}",
            f"w &= ~$4000 if symmetry[c] & 1; w &= ~$8000 if symmetry[c] & 2; c = w & $3FF; missing entries are 0{'; returns the changes' if counted else ''}",
            f"Before deduplicating blocks I strip the flips from symmetric tiles (table `symmetry`: bit 0 for left-right, bit 1 for top-bottom, indexed by tile number, short tables mean 0) in all words, in place.{told}",
        ),
    )


def longest_equal_run(rng: random.Random) -> Made:
    mask, same = rng.choice(((0xFFFF, "equal"), (0x3FF, "with the same tile number"), (0x1C00, "of the same palette")))
    give = rng.choice(("length", "start"))
    body = cpp(
        """
        size_t best = 0, start = 0;
        for (size_t i = 0; i < words.size();) {
          size_t end = i + 1;
          while (end < words.size() && end % width != 0 && ((words[end] ^ words[i]) & @mask) == 0) ++end;
          if (end - i > best) {
            best = end - i;
            start = i;
          }
          i = end;
        }
        return @give;
        """,
        mask=hexadecimal(mask),
        give="best" if give == "length" else "start",
    )
    if give == "length":
        body = body.replace("size_t best = 0, start = 0;", "size_t best = 0;").replace(
            "  if (end - i > best) {\n    best = end - i;\n    start = i;\n  }\n", "  best = std::max(best, end - i);\n"
        )

    def oracle(words: list[int], width: int) -> int:
        best, start = 0, 0
        for top in range(0, len(words), max(1, width)):
            row = [word & mask for word in words[top : top + width]]
            for x in range(len(row)):
                for end in range(x + 1, len(row) + 1):
                    if len(set(row[x:end])) == 1 and end - x > best:
                        best, start = end - x, top + x
        return best if give == "length" else start

    def given(r: random.Random) -> list[object]:
        width = r.randrange(2, 7)
        pool = [_word(r), _word(r)]
        pool += [pool[0] ^ 0x4000, pool[0] ^ 1]
        return [[r.choice((*pool, pool[0])) for _ in range(width * r.randrange(1, 5))], width]

    wanted = (
        f"the length of the longest run of neighbouring words {same} within one row"
        if give == "length"
        else f"the index at which the longest run of neighbouring words {same} within one row starts (the first of several)"
    )
    return Made(
        f"size_t @f({WORDS} words, size_t width)",
        body,
        oracle,
        given,
        (
            f"Map of rows of `width` tile words (whole rows): {wanted}.",
            f"Write a function that returns {wanted}. The tilemap consists of complete rows of `width` SNES tile words (number: bits 0-9, palette: bits 10-12); a run never goes on in the next row. There is at least one row.",
            f"How do I find the stretch that pays most as a run in my map format? I need {wanted}; rows have `width` words.",
            f"{wanted}; rows of `width`, compared: w & ${mask:X}",
            f"Stripe uploads can fill a run of a row by one word, if its words are {same.replace('with', 'ones with').replace('of the', 'of the')}. For a whole map (row length `width`) tell me {wanted}.",
        ),
    )


RECIPES = (
    renumber_by_table,
    move_tile_range,
    attributes_apart,
    foreign_words,
    window_frame,
    turn_block_half,
    attribute_differences,
    number_block,
    palettes_in_blocks,
    tall_text_words,
    parse_word_note,
    clear_useless_flips,
    longest_equal_run,
)
