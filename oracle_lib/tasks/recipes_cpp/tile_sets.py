"""Sets of tiles: repeats under flips, canonical forms, likeness, places for new tiles, insertions, removals, swaps with maps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes
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
WORD_LIST = "std::vector<uint16_t>"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _flipped(rows: list[list[int]], flip: int) -> list[list[int]]:
    """The tile flipped left to right by bit 0, top to bottom by bit 1."""
    if flip & 1:
        rows = [row[::-1] for row in rows]
    return rows[::-1] if flip & 2 else rows


def _alike(r: random.Random, bpp: int, most: int = 6, least: int = 0) -> list[int]:
    """Raw tiles of which several are flipped copies of others."""
    base = [tile_rows(list(some_tile(r, 8 * bpp)), bpp) for _ in range(2)]
    out: list[int] = []
    for _ in range(r.randrange(least, most + 1)):
        out += tile_bytes(_flipped(r.choice(base), r.randrange(4)), bpp)
    return out


def _words(r: random.Random, tiles: int, most: int = 8) -> list[int]:
    return [
        r.randrange(tiles) | r.choice((0, 0x4000, 0x2400, r.randrange(64) << 10)) for _ in range(r.randrange(most + 1))
    ]


FLIP = "auto turned = [&](int at, int i, int flip) {\n  int y = flip & 2 ? @swap : i;\n  int byte = sheet[at + y];\n  if (flip & 1) {\n    int back = 0;\n    for (int x = 0; x < 8; ++x) back |= (byte >> x & 1) << (7 - x);\n    byte = back;\n  }\n  return byte;\n};\n"
"""C++: byte `i` of the raw tile at `at`, flipped."""


def _flip(bpp: int) -> str:
    return FLIP.replace("@swap", "i / 16 * 16 + (7 - i % 16 / 2) * 2 + i % 2" if bpp > 1 else "7 - i")


def words_without_repeats(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    kept = rng.random() < 0.4
    body = _flip(bpp) + cpp(
        """
        std::vector<uint16_t> words;
        std::vector<int> kept;
        for (int at = 0; at + @size <= static_cast<int>(sheet.size()); at += @size) {
          int word = -1;
          for (size_t n = 0; n < kept.size() && word < 0; ++n)
            for (int flip = 0; flip < 4 && word < 0; ++flip) {
              bool same = true;
              for (int i = 0; i < @size; ++i) same = same && turned(kept[n], i, flip) == sheet[at + i];
              if (same) word = n | flip << 14;
            }
          if (word < 0) {
            word = kept.size();
            kept.push_back(at);
          }
          words.push_back(word);
        }
        @result
        """,
        size=size,
        result=f"std::vector<uint8_t> out;\nfor (int at : kept) out.insert(out.end(), sheet.begin() + at, sheet.begin() + at + {size});\nreturn out;"
        if kept
        else "return words;",
    )
    if kept:
        body = (
            body.replace("std::vector<uint16_t> words;\n", "")
            .replace("  words.push_back(word);\n", "")
            .replace(
                "  if (word < 0) {\n    word = kept.size();\n    kept.push_back(at);\n  }\n",
                "  if (word < 0) kept.push_back(at);\n",
            )
        )

    def oracle(sheet: list[int]) -> list[int]:
        known: list[list[list[int]]] = []
        words = []
        for tile in tiles_of(sheet, bpp):
            hits = [n + 16384 * f for f in range(4) for n, one in enumerate(known) if _flipped(one, f) == tile]
            if not hits:
                hits = [len(known)]
                known.append(tile)
            words.append(min(hits, key=lambda word: (word % 1024, word)))
        return in_line([tile_bytes(tile, bpp) for tile in known]) if kept else words

    if kept:
        asks = (
            f"Drop every {bpp}bpp tile that equals an earlier kept one, as it is or flipped (H, V, both). Whole tiles only.",
            f"Write a function that thins out a raw {bpp}bpp sheet: going through the tiles in order, a tile is kept unless a tile kept before looks the same plainly, mirrored left-right, upside down, or both. Return the kept tiles in order; an incomplete last tile is dropped. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I optimise a {bpp}bpp tileset for a system with flip bits? output = first occurrences only, where flipped copies count as equal; ignore a partial tile",
            f"VRAM is short, and the PPU flips for free. Give me the {bpp}bpp tiles without those that some earlier remaining tile shows already when flipped in any way (or not at all), order unchanged, bytes after the last whole tile gone.",
        )
    else:
        asks = (
            f"Tile words for a {bpp}bpp sheet after removing repeats under flips: number of the kept tile, bit 14 = H, bit 15 = V. Prefer the lowest number, then none/H/V/both.",
            f"Write a function that prepares the deduplication of a raw {bpp}bpp sheet. Going through the whole tiles in order, a tile that equals a kept one (unflipped, flipped horizontally, vertically or both) gets the word kept number | H flip << 14 | V flip << 15; of several possibilities the lowest kept number and then the first flip in the order none, H, V, both. Otherwise it is kept and gets the next kept number (from 0). Return a word for each tile. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I build the tilemap of a {bpp}bpp picture whose tiles get deduplicated with flips? word = index among the kept tiles + flips (bit 14 h, bit 15 v), lowest index then lowest flip value wins, partial tile ignored",
            f"Importing a background: tile after tile of the {bpp}bpp data is compared with those I keep, in all four orientations. I only need the words (tile in bits 0-9, bit 14 horizontal, bit 15 vertical): smallest kept number first, then smallest flip bits; new tiles are numbered in order of appearance. A cut-off tile at the end doesn't count.",
        )
    return Made(
        f"{VECTOR if kept else WORD_LIST} @f({BYTES} sheet)",
        body,
        oracle,
        lambda r: [_alike(r, bpp, 6) + [1] * r.choice((0, 0, 5))],
        asks,
    )


def canonical_flip(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    size = 8 * bpp
    number = rng.random() < 0.5
    body = _flip(bpp).replace("[&](int at, int i, int flip)", "[&](int i, int flip)").replace(
        "sheet[at + y]", "tile[y]"
    ) + cpp(
        """
        std::vector<uint8_t> best = tile;
        @init
        for (int flip = 1; flip < 4; ++flip) {
          std::vector<uint8_t> other(@size);
          for (int i = 0; i < @size; ++i) other[i] = turned(i, flip);
          @test
        }
        return @result;
        """,
        size=size,
        init="int which = 0;" if number else "",
        test="if (other < best) {\n    best = other;\n    which = flip;\n  }"
        if number
        else "best = std::min(best, other);",
        result="which" if number else "best",
    ).replace("\n\n", "\n")

    def oracle(tile: list[int]) -> object:
        rows = tile_rows(tile, bpp)
        ranked = [(tile_bytes(_flipped(rows, flip), bpp), flip) for flip in range(4)]
        return min(ranked)[1] if number else min(ranked)[0]

    result = (
        "which flip gives it: 0 none, 1 left-right, 2 top-bottom, 3 both (the smallest of several)"
        if number
        else "its bytes"
    )
    return Made(
        f"{'int' if number else VECTOR} @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [_alike(r, bpp, 1, 1)],
        (
            f"Of the 4 flips of a SNES {bpp}bpp tile, the one whose {size} bytes come first in lexicographic order: return {result}.",
            f"Write a function that brings a tile into a standard orientation for comparing. Of the tile itself, its left-right mirror image, its top-bottom mirror image and both together, take the one whose raw bytes are smallest when compared byte by byte from the first. Return {result}. {bpp}bpp: {FORMATS[bpp]}.",
            f"How do I get a flip-independent key of a {bpp}bpp tile? lexicographic minimum over none, H, V, HV (raw bytes); I need {result}",
            f"For a hash table of tiles regardless of flips I normalise each: the lexicographically smallest byte string among its four orientations. Result: {result}. Planar {bpp}bpp, {size} bytes.",
        ),
    )


def most_similar_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    bits = rng.random() < 0.3
    if bits:
        inner = f"for (int i = 0; i < {size}; ++i)\n    for (int b = 0; b < 8; ++b) count += (sheet[at + i] ^ tile[i]) >> b & 1;"
    else:
        inner = f"for (int y = 0; y < 8; ++y) {{\n    int differs = 0;\n    for (int p = 0; p < {bpp}; ++p) differs |= sheet[at + {PLACES[bpp]}] ^ tile[{PLACES[bpp]}];\n    for (int x = 0; x < 8; ++x) count += differs >> x & 1;\n  }}"
    value = rng.random() < 0.4
    body = f"int best = -1, least = {size * 8 + 1};\nfor (size_t at = 0; at + {size} <= sheet.size(); at += {size}) {{\n  int count = 0;\n  {inner}\n  if (count < least) {{\n    least = count;\n    best = at / {size};\n  }}\n}}\nreturn {'best < 0 ? -1 : least' if value else 'best'};"

    def oracle(sheet: list[int], tile: list[int]) -> int:
        mine = in_line(tile_rows(tile, bpp))
        gaps = []
        for one in tiles_of(sheet, bpp):
            pairs = zip(in_line(one), mine, strict=True)
            gaps.append(sum((a ^ b).bit_count() if bits else a != b for a, b in pairs))
        return -1 if not gaps else min(gaps) if value else gaps.index(min(gaps))

    def given(r: random.Random) -> list[object]:
        sheet = some_sheet(r, size, 5)
        tile = bytearray(r.choice((sheet[:size], some_tile(r, size))) or some_tile(r, size))
        tile[r.randrange(size)] ^= r.choice((0, 0x11, 0x80))
        return [sheet + bytes(r.choice((0, 0, 3))), bytes(tile)]

    unit = "differing color bits (over all planes)" if bits else "pixels of another color"
    result = "that number of its differences" if value else "the number of that tile (the first of equals)"
    return Made(
        f"int @f({BYTES} sheet, {BYTES} tile)",
        body,
        oracle,
        given,
        (
            f"Nearest tile in a SNES {bpp}bpp sheet: fewest {unit} compared with `tile`; return {result}, -1 without a whole tile.",
            f"Write a function that searches a {bpp}bpp sheet for the tile that looks most like `tile`: the one with the fewest {unit}. Return {result}; -1 if the sheet has no whole tile. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I replace a tile by its closest match to save VRAM? count {unit} against every whole {bpp}bpp tile, smallest wins -> {result} (-1: none)",
            f"Too many tiles for the background, so I merge similar ones. For a given tile find the one in the sheet ({size} bytes each) with the least {unit} and give me {result}. No complete tile in the sheet: -1.",
        ),
    )


def find_tile_in_sheet(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    body = _flip(bpp) + cpp(
        """
        for (int at = 0; at + @size <= static_cast<int>(sheet.size()); at += @size)
          for (int flip = 0; flip < 4; ++flip) {
            bool same = true;
            for (int i = 0; i < @size; ++i) same = same && turned(at, i, flip) == tile[i];
            if (same) return at / @size + base | flip << 14;
          }
        return @none;
        """,
        size=size,
        none=(none := rng.choice(("-1", "std::nullopt"))),
    )

    def oracle(sheet: list[int], tile: list[int], base: int) -> int | None:
        mine = tile_rows(tile, bpp)
        for n, one in enumerate(tiles_of(sheet, bpp)):
            flips = [flip for flip in range(4) if _flipped(one, flip) == mine]
            if flips:
                return base + n + 2**14 * flips[0]
        return -1 if none == "-1" else None

    def given(r: random.Random) -> list[object]:
        tiles = in_rows(_alike(r, bpp, 4, 1), size)
        pick = tile_rows(r.choice(tiles), bpp)
        one = r.choice(
            (
                tile_bytes(_flipped(pick, r.randrange(4)), bpp),
                tile_bytes(_flipped(pick, 1), bpp),
                list(some_tile(r, size)),
            )
        )
        return [in_line(tiles[r.choice((0, 0, 1)) :]), one, r.choice((0, 0, 64, 256, 1000))]

    return Made(
        f"{'int' if none == '-1' else 'std::optional<int>'} @f({BYTES} sheet, {BYTES} tile, int base)",
        body,
        oracle,
        given,
        (
            f"Find a {bpp}bpp tile in a sheet, flips allowed: first tile that matches, as word (base + number) | H << 14 | V << 15, fewest of none/H/V/HV first; else {none}.",
            f"Write a function that looks up the tilemap word for a picture. Search the raw {bpp}bpp sheet from its start for a tile that equals `tile` when shown unflipped, flipped left-right, flipped top-bottom or both (in this order). The result is its number plus `base`, with bit 14 set for the horizontal and bit 15 for the vertical flip; {none} if no tile matches. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}; sheet and tile are whole, numbers stay below 1024.",
            f"How do I get the tile word (vh flip bits 15/14) that displays this {bpp}bpp tile? lowest tile number, then none, h, v, hv; VRAM number = base + index; {none} = not there",
            f"When pasting, I reuse tiles that exist. For `tile` ({size} bytes) return base + index of the first tile of the sheet that shows it in some orientation, combined with the flip bits of a BG map word; the plain orientation is preferred, then H, V, both. Not found: {none}.",
        ),
    )


def same_shape_other_colors(rng: random.Random) -> Made:
    zero = rng.random() < 0.5
    table = rng.random() < 0.5
    colors = rng.choice((4, 16))
    fail = "{}" if table else "false"
    body = cpp(
        """
        std::vector<int> to(@colors, -1), from(@colors, -1);
        @fixed
        for (size_t i = 0; i < a.size(); ++i) {
          if (to[a[i]] < 0 && from[b[i]] < 0) {
            to[a[i]] = b[i];
            from[b[i]] = a[i];
          }
          if (to[a[i]] != b[i]) return @fail;
        }
        return @result;
        """,
        colors=colors,
        fixed="to[0] = from[0] = 0;" if zero else "",
        fail=fail,
        result="to" if table else "true",
    ).replace("\n\n", "\n")

    def oracle(a: list[int], b: list[int]) -> object:
        pairs = set(zip(a, b, strict=True)) | ({(0, 0)} if zero else set())
        fits = len(pairs) == len({x for x, _ in pairs}) == len({y for _, y in pairs})
        if not table:
            return fits
        known = dict(pairs)
        return [known.get(c, -1) for c in range(colors)] if fits else []

    def given(r: random.Random) -> list[object]:
        a = some_pixels(r, 16, 4, 0.3)
        new = r.sample(range(colors), 4)
        if r.random() < 0.5:
            new = [0, *r.sample(range(1, colors), 3)]
        b = [new[c] for c in a]
        if r.random() < 0.4:
            b[r.randrange(16)] = r.randrange(colors)
        return [a, b]

    trans = " Color 0 must stay color 0 (and no other color become it)." if zero else ""
    result = (
        f"the table of {colors} entries old color -> new color (-1 for colors that `a` doesn't have{', 0 for color 0 in any case' if zero else ''}), or an empty vector if there is none"
        if table
        else "whether there is such a recoloring"
    )
    return Made(
        f"{'std::vector<int>' if table else 'bool'} @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Is picture `b` just `a` with its colors renamed one to one? Return {result}.{trans} Pixels below {colors}, equal sizes.",
            f"Write a function that finds out whether two pictures have the same shapes in other colors: there must be a one-to-one recoloring (each color of `a` always becomes the same color of `b`, two different colors never the same one).{trans} Return {result}. Both have a byte a pixel below {colors} and the same size.",
            f"How do I detect palette-swapped duplicates of a tile? one-to-one map of colors a -> b (0..{colors - 1});{trans} I need {result}. Same number of pixels",
            f"Two tiles that differ only by a palette swap could share graphics. Given their pixels (equally many, below {colors}), check for a bijection between the colors used.{trans} Result: {result}.",
        ),
    )


def blank_run_of_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    row = rng.choice((0, 0, 16, 8))
    filler = rng.choice((0, 0, 0xFF))
    test = f"std::all_of(sheet.begin() + t * {size}, sheet.begin() + (t + 1) * {size}, [](uint8_t b) {{ return b == {filler}; }})"
    reset = f"if (t % {row} == 0) run = 0;\n  " if row else ""
    body = f"int tiles = sheet.size() / {size}, run = 0;\nfor (int t = 0; t < tiles; ++t) {{\n  {reset}run = {test} ? run + 1 : 0;\n  if (run == count) return t - count + 1;\n}}\nreturn -1;"

    def oracle(sheet: list[int], count: int) -> int:
        free = [tile == [filler] * size for tile in in_rows(sheet, size)]
        for t in range(len(free) - count + 1):
            if all(free[t : t + count]) and (not row or t // row == (t + count - 1) // row):
                return t
        return -1

    def given(r: random.Random) -> list[object]:
        pattern = [r.random() < 0.65 for _ in range(r.choice((4, 12, 20, 34)))]
        used = [filler] * (size - 1) + [r.choice((1, 2))]
        sheet = in_line([[filler] * size if free else used for free in pattern])
        return [sheet + [filler] * r.choice((0, 0, size - 1)), r.choice((1, 2, 3, 4, 5))]

    rest = f" that lie in one row of {row} tiles" if row else ""
    blank = "zeros" if filler == 0 else "0xFF"
    return Made(
        f"int @f({BYTES} sheet, int count)",
        body,
        oracle,
        given,
        (
            f"First tile number of `count` (>= 1) consecutive blank tiles ({size} bytes, all {blank}){rest}; -1 if none.",
            f"Write a function that finds room for new graphics in a sheet of {size}-byte tiles: the number of the first of `count` (1 or more) successive tiles{rest} all of whose bytes are {blank}. -1 if there is no such place. Only whole tiles count.",
            f"How do I look for n free tiles in a row in a raw sheet? {size} bytes a tile, free = only {blank}{', must not cross into the next row of ' + str(row) if row else ''}; lowest start, -1 = no room",
            f"Importing a sprite needs `count` (at least one) empty tiles next to each other{rest}. A tile is {size} bytes and empty when they all are {'0' if filler == 0 else '255'}; where is the first such gap? -1 when none is large enough; a partial tile at the end is no tile.",
        ),
    )


def insert_tiles_and_shift(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    grow = rng.random() < 0.5
    body = cpp(
        """
        sheet.insert(sheet.begin() + at * @size, count * @size, 0);
        @cut
        for (uint16_t& word : map)
          if ((word & 0x3FF) >= at) word = (word & 0xFC00) | ((word + count) & 0x3FF);
        """,
        size=size,
        cut="" if grow else f"sheet.resize(sheet.size() - count * {size});",
    ).replace("\n\n", "\n")

    def oracle(sheet: list[int], map_: list[int], at: int, count: int) -> None:
        tiles = in_rows(sheet, size)
        new = tiles[:at] + [[0] * size] * count + tiles[at:]
        sheet[:] = in_line(new if grow else new[: len(tiles)])
        for i, word in enumerate(map_):
            high, low = divmod(word, 1024)
            map_[i] = 1024 * high + (low if low < at else (low + count) % 1024)

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(1, 6)
        sheet = b"".join(bytes([n + 1]) * size for n in range(tiles))
        return [
            sheet,
            _words(r, tiles + 2),
            r.randrange(tiles + 1),
            r.choice((0, 1, 1, 2)) if grow else r.randrange(tiles + 1),
        ]

    end = (
        "the sheet grows"
        if grow
        else "the sheet keeps its size, so the last `count` tiles are lost (count is at most the number of tiles)"
    )
    return Made(
        f"void @f({BUFFER} sheet, {WORD_BUFFER} map, int at, int count)",
        body,
        oracle,
        given,
        (
            f"Insert `count` blank tiles ({size} bytes) before tile `at`; {end}. Map words with tile >= at (bits 0-9) move along: + count, mod 1024, attributes kept.",
            f"Write a function that makes room in a tileset. `count` tiles of {size} zero bytes are inserted before tile number `at` (which may be the end); {end}. In the tilemap, each word whose tile number (bits 0 to 9) is `at` or more gets `count` added to it, modulo 1024; bits 10 to 15 stay.",
            f"How do I insert empty tiles into a sheet without breaking its tilemap? {size} bytes a tile, {end}; tile numbers from `at` on grow by count within their 10 bits, the upper six bits of the word don't change",
            f"A row of new tiles goes in front of tile `at`. Insert {size}-byte blanks ({end}) and renumber the map's words: vhopppcc cccccccc, where numbers not below `at` rise by `count` and wrap at 1024.",
        ),
    )


def remove_tile_from_sheet(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    instead = rng.choice(("zero", "other"))
    new = "0" if instead == "zero" else "substitute"
    body = cpp(
        """
        sheet.erase(sheet.begin() + tile * @size, sheet.begin() + (tile + 1) * @size);
        for (uint16_t& word : map) {
          int number = word & 0x3FF;
          if (number == tile) number = @new;
          if (number > tile) --number;
          word = (word & 0xFC00) | number;
        }
        """,
        size=size,
        new=new,
    )

    def oracle(sheet: list[int], map_: list[int], tile: int, substitute: int = 0) -> None:
        tiles = in_rows(sheet, size)
        table = list(range(1024))
        table[tile] = substitute
        moved = [n - (n > tile) for n in table]
        sheet[:] = in_line(tiles[:tile] + tiles[tile + 1 :])
        map_[:] = [word // 1024 * 1024 + moved[word % 1024] for word in map_]

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(2, 7)
        sheet = b"".join(bytes([n + 1]) * size for n in range(tiles))
        if instead == "zero":
            return [sheet, _words(r, tiles), r.randrange(1, tiles)]
        tile, other = r.sample(range(tiles), 2)
        return [sheet, _words(r, tiles), tile, other]

    swap = "tile 0" if instead == "zero" else "tile `substitute` (numbered as before the removal, another tile)"
    limit = " `tile` isn't 0." if instead == "zero" else ""
    return Made(
        f"void @f({BUFFER} sheet, {WORD_BUFFER} map, int tile{'' if instead == 'zero' else ', int substitute'})",
        body,
        oracle,
        given,
        (
            f"Delete tile `tile` ({size} bytes) from the sheet; map words (tile in bits 0-9) that used it show {swap}, higher numbers drop by 1, attributes stay.{limit}",
            f"Write a function that removes a tile from a tileset of {size}-byte tiles and keeps its map right: the bytes of `tile` (it exists) are taken out, words whose tile number (bits 0-9) was `tile` now show {swap}, and every number above `tile` becomes one less. Bits 10-15 don't change.{limit}",
            f"How do I erase one tile and renumber the tilemap? {size} bytes a tile; users of it switch to {swap}; all greater numbers minus 1; flips, palette and priority untouched.{limit}",
            f"Deleting a tile in the tile editor closes the gap. Cells with the deleted tile get {swap}, and because of the gap all later tiles have a smaller number. Words are in SNES BG format; tiles have {size} bytes.{limit}",
        ),
    )


def exchange_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    many = rng.random() < 0.4
    renumber = (
        "int n = word & 0x3FF;\n  if (n >= a && n < a + count) n += b - a;\n  else if (n >= b && n < b + count) n += a - b;\n  word = (word & 0xFC00) | n;"
        if many
        else "int n = word & 0x3FF;\n  if (n == a) word += b - a;\n  if (n == b) word += a - b;"
    )
    body = f"std::swap_ranges(sheet.begin() + a * {size}, sheet.begin() + (a + {'count' if many else '1'}) * {size}, sheet.begin() + b * {size});\nfor (uint16_t& word : map) {{\n  {renumber}\n}}"

    def oracle(sheet: list[int], map_: list[int], a: int, b: int, count: int = 1) -> None:
        order = list(range(1024))
        order[a : a + count], order[b : b + count] = order[b : b + count], order[a : a + count]
        tiles = in_rows(sheet, size)
        sheet[:] = in_line([tiles[n] for n in order[: len(tiles)]])
        map_[:] = [word - word % 1024 + order[word % 1024] for word in map_]

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(4, 9)
        count = r.choice((1, 2)) if many else 1
        a = r.randrange(tiles - 2 * count + 1)
        pair = [a, r.randrange(a + count, tiles - count + 1)]
        if r.random() < 0.3:
            pair = pair[::-1]
        return [
            b"".join(bytes([n + 1]) * size for n in range(tiles)),
            _words(r, tiles),
            *pair,
            *([count] if many else ()),
        ]

    what = (
        "the `count` tiles from `a` on with those from `b` on (the two ranges don't overlap)"
        if many
        else "tiles `a` and `b`"
    )
    return Made(
        f"void @f({BUFFER} sheet, {WORD_BUFFER} map, int a, int b{', int count' if many else ''})",
        body,
        oracle,
        given,
        (
            f"Swap {what} in a sheet ({size} bytes a tile) and in the map's words (bits 0-9), so that the picture stays the same.",
            f"Write a function that exchanges {what} in a tileset of {size}-byte tiles without changing what the tilemap shows: the words' tile numbers (bits 0 to 9) are exchanged accordingly, bits 10 to 15 stay. All of them exist in the sheet.",
            f"How do I reorder tiles, swapping {what}, and fix the BG map words too? {size} bytes a tile, attributes untouched",
            f"Drag and drop in the tile viewer swaps {what}. Both the graphics ({size} bytes each) and the references in the SNES tilemap have to follow; the screen must look as before.",
        ),
    )


def blank_unused_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    counted = rng.random() < 0.5
    body = cpp(
        """
        std::vector<bool> used(1024);
        for (uint16_t word : map) used[word & 0x3FF] = true;
        @count
        for (size_t t = 0; t < sheet.size() / @size && t + base < 1024; ++t) {
          if (used[t + base]) continue;
          std::fill(sheet.begin() + t * @size, sheet.begin() + (t + 1) * @size, 0);
          @add
        }
        @ret
        """,
        size=size,
        count="int count = 0;" if counted else "",
        add="++count;" if counted else "",
        ret="return count;" if counted else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(sheet: list[int], map_: list[int], base: int) -> int:
        unused = [
            t
            for t in range(len(sheet) // size)
            if base + t < 1024 and not any(word % 1024 == base + t for word in map_)
        ]
        for t in unused:
            sheet[t * size : (t + 1) * size] = [0] * size
        return len(unused)

    def given(r: random.Random) -> list[object]:
        base, tiles = r.choice((0, 0, 3, 512, 1021)), r.randrange(0, 6)
        words = [(base + r.randrange(6)) % 1024 | r.randrange(64) << 10 for _ in range(r.randrange(6))]
        return [r.randbytes(tiles * size + r.choice((0, 0, 4))), words, base]

    report = " Return how many." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} sheet, {WORDS} map, int base)",
        body,
        oracle,
        given,
        (
            f"Zero all tiles ({size} bytes) that no map word uses; tile t of the sheet has the number base + t (bits 0-9 of a word).{report} Numbers over 1023 are left alone.",
            f"Write a function that wipes unused graphics. Tile t of `sheet` ({size} bytes each) is in VRAM as number base + t. If no word of the tilemap has this number in its bits 0 to 9, its bytes become 0. Tiles whose number would be 1024 or more and a partial tile at the end stay.{report}",
            f"How do I clear the tiles a BG map never references? sheet loaded at tile `base`, {size} bytes each, whole tiles, only numbers below 1024.{report}",
            f"Leftover tiles cost compressed size. Everything in the sheet (first tile = number `base` in VRAM) that the map's words don't show gets blanked, {size} bytes a tile; what lies beyond number 1023 or is incomplete is kept.{report}",
        ),
    )


def pack_used_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    keep_zero = rng.random() < 0.5
    body = cpp(
        """
        int tiles = sheet.size() / @size;
        std::vector<bool> used(tiles);
        @zero
        for (uint16_t word : map)
          if ((word & 0x3FF) < tiles) used[word & 0x3FF] = true;
        std::vector<uint8_t> packed;
        std::vector<int> number(tiles);
        for (int t = 0; t < tiles; ++t) {
          if (!used[t]) continue;
          number[t] = packed.size() / @size;
          packed.insert(packed.end(), sheet.begin() + t * @size, sheet.begin() + (t + 1) * @size);
        }
        for (uint16_t& word : map)
          if ((word & 0x3FF) < tiles) word = (word & 0xFC00) | number[word & 0x3FF];
        sheet = packed;
        """,
        size=size,
        zero="if (tiles > 0) used[0] = true;" if keep_zero else "",
    ).replace("\n\n", "\n")

    def oracle(sheet: list[int], map_: list[int]) -> None:
        tiles = [tile for tile in in_rows(sheet, size) if len(tile) == size]
        numbers = {word % 1024 for word in map_} | ({0} if keep_zero else set())
        order = sorted(n for n in numbers if n < len(tiles))
        sheet[:] = in_line([tiles[n] for n in order])
        map_[:] = [word - word % 1024 + order.index(word % 1024) if word % 1024 in order else word for word in map_]

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(0, 8)
        return [
            b"".join(bytes([n + 1]) * size for n in range(tiles)) + bytes(r.choice((0, 0, 2))),
            _words(r, tiles + 1, 6),
        ]

    zero = " Tile 0 always stays." if keep_zero else ""
    return Made(
        f"void @f({BUFFER} sheet, {WORD_BUFFER} map)",
        body,
        oracle,
        given,
        (
            f"Drop all tiles ({size} bytes) that the map (tile in bits 0-9) doesn't use, close the gaps and renumber the words; order kept.{zero} Words beyond the sheet stay; partial tile dropped.",
            f"Write a function that shrinks a tileset to what its map needs. Tiles of {size} bytes that no word of the map refers to (bits 0 to 9) are removed, the others move together in their order, and the words get the new numbers, keeping bits 10 to 15.{zero} A word whose tile the sheet doesn't have stays as it is; an incomplete tile at the end is removed.",
            f"How do I compact a sheet plus its SNES tilemap in place? used tiles in ascending order, {size} bytes each, words renumbered, attributes kept.{zero} Out-of-range words untouched, trailing partial tile gone",
            f"Before inserting a cut scene picture I throw out the tiles it doesn't show and renumber the map accordingly ({size}-byte tiles, vhopppcc cccccccc words).{zero} Order among the remaining ones stays; references past the end of the sheet are none of my business, and bytes after the last whole tile vanish.",
        ),
    )


def pixels_changed_per_tile(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    total = rng.random() < 0.3
    body = f"{'int total = 0;' if total else 'std::vector<int> counts;'}\nfor (size_t at = 0; at + {size} <= std::min(before.size(), after.size()); at += {size}) {{\n  int count = 0;\n  for (int y = 0; y < 8; ++y) {{\n    int differs = 0;\n    for (int p = 0; p < {bpp}; ++p) differs |= before[at + {PLACES[bpp]}] ^ after[at + {PLACES[bpp]}];\n    for (; differs != 0; differs &= differs - 1) ++count;\n  }}\n  {'total = std::max(total, count);' if total else 'counts.push_back(count);'}\n}}\nreturn {'total' if total else 'counts'};"

    def oracle(before: list[int], after: list[int]) -> object:
        counts = []
        for one, two in zip(tiles_of(before, bpp), tiles_of(after, bpp), strict=False):
            counts.append(sum(a != b for a, b in zip(in_line(one), in_line(two), strict=True)))
        return max(counts, default=0) if total else counts

    def given(r: random.Random) -> list[object]:
        before = some_sheet(r, size, 3)
        after = bytearray(before)
        for _ in range(r.randrange(6)):
            if after:
                after[r.randrange(len(after))] ^= r.choice((1, 0x81, 0xFF))
        return [before, bytes(after) + some_sheet(r, size, 1) + bytes(r.choice((0, 4)))]

    result = "the largest count (0 without tiles)" if total else "the counts"
    return Made(
        f"{'int' if total else 'std::vector<int>'} @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Compare two SNES {bpp}bpp sheets: for every tile complete in both, how many of its 64 pixels changed color. Return {result}.",
            f"Write a function that tells how much each tile differs between two versions of a {bpp}bpp sheet. For each tile number that both have whole, count the pixels with another color; return {result}. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I measure differences of planar {bpp}bpp graphics in pixels rather than bytes? tile by tile over the common whole tiles; I want {result}",
            f"The diff view of my editor colors tiles by how much was redrawn: pixels (0 to 64) whose color isn't the same any more, for the tiles present in both sheets ({size} bytes each). Return {result}.",
        ),
    )


def overview_of_sheet(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    wide = rng.choice((16, 8))
    body = cpp(
        """
        std::string text;
        int tiles = sheet.size() / @size;
        for (int t = 0; t < tiles; ++t) {
          auto from = sheet.begin() + t * @size;
          int first = 0;
          while (!std::equal(from, from + @size, sheet.begin() + first * @size)) ++first;
          if (std::all_of(from, from + @size, [](uint8_t byte) { return byte == 0; })) text += '.';
          else text += first < t ? '=' : '#';
          if (t % @wide == @last || t == tiles - 1) text += '\\n';
        }
        return text;
        """,
        size=size,
        wide=wide,
        last=wide - 1,
    )

    def oracle(sheet: list[int]) -> str:
        tiles = [tuple(tile) for tile in in_rows(sheet, size) if len(tile) == size]
        signs = ["." if not any(tile) else "=" if tile in tiles[:t] else "#" for t, tile in enumerate(tiles)]
        return "".join("".join(signs[at : at + wide]) + "\n" for at in range(0, len(signs), wide))

    def given(r: random.Random) -> list[object]:
        pool = [bytes(size), r.randbytes(size), r.randbytes(size), bytes(size - 1) + b"\1"]
        return [
            b"".join(r.choice(pool) for _ in range(r.choice((0, 1, wide - 1, wide, wide + 3))))
            + bytes(r.choice((0, 3)))
        ]

    return Made(
        f"std::string @f({BYTES} sheet)",
        body,
        oracle,
        given,
        (
            f"Text overview of a sheet ({size}-byte tiles, {wide} a line): `.` all zero, `=` same bytes as an earlier tile, `#` otherwise; newline after each line, also a short last one.",
            f"Write a function that prints a map of a graphics sheet. For each whole tile of {size} bytes one character: `.` if all its bytes are 0, else `=` if an earlier tile has the same bytes, else `#`. After every {wide} characters and at the very end of a shorter last line comes a newline. No tiles: an empty text.",
            f"How do I show the usage of a tile sheet in a terminal? {wide} chars a line + LF (last line as well): '.' blank, '=' byte-equal to a previous tile, '#' new; {size} bytes a tile, blank wins, partial tile ignored",
            f"For the log of my build script: which tiles of a sheet are empty (`.`), repeats (`=`) or original (`#`)? Lines of {wide} tiles, each line ended by \\n; a tile has {size} bytes, an empty one is always `.`.",
        ),
    )


def order_by_ink(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2))
    size = 8 * bpp
    down = rng.random() < 0.4
    apply = rng.random() < 0.4
    body = cpp(
        """
        int tiles = sheet.size() / @size;
        std::vector<int> ink(tiles), order(tiles);
        for (int t = 0; t < tiles; ++t) {
          order[t] = t;
          for (int y = 0; y < 8; ++y)
            for (int row = @row; row != 0; row &= row - 1) ++ink[t];
        }
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return ink[a] @op ink[b]; });
        """,
        size=size,
        row=f"sheet[t * {size} + y]" if bpp == 1 else f"sheet[t * {size} + y * 2] | sheet[t * {size} + y * 2 + 1]",
        op=">" if down else "<",
    )
    if apply:
        body += f"\nstd::vector<uint8_t> out;\nfor (int t : order) out.insert(out.end(), sheet.begin() + t * {size}, sheet.begin() + (t + 1) * {size});\nreturn out;"
    else:
        body += "\nreturn order;"

    def oracle(sheet: list[int]) -> list[int]:
        tiles = tiles_of(sheet, bpp)
        counts = [sum(map(bool, in_line(tile))) for tile in tiles]
        order = sorted(range(len(tiles)), key=lambda t: (-counts[t] if down else counts[t], t))
        return in_line([tile_bytes(tiles[t], bpp) for t in order]) if apply else order

    way = "most first" if down else "fewest first"
    result = "the sheet in this order" if apply else "the tile numbers in this order"
    return Made(
        f"{VECTOR if apply else 'std::vector<int>'} @f({BYTES} sheet)",
        body,
        oracle,
        lambda r: [some_sheet(r, size, 6) + bytes(r.choice((0, 0, 3)))],
        (
            f"Sort SNES {bpp}bpp tiles by opaque pixels (color not 0), {way}, stable; return {result}. Whole tiles only.",
            f"Write a function that ranks the tiles of a {bpp}bpp sheet by their number of opaque pixels, {way}; tiles with equally many keep their order. Opaque means that the color isn't 0. Return {result}; a partial tile at the end is left out. {FORMATS[bpp][0].upper() + FORMATS[bpp][1:]}.",
            f"How do I find the right characters for ASCII art: order {bpp}bpp glyph tiles by ink, {way}? result: {result}, ties by position, incomplete tile dropped",
            f"Dither tiles should be arranged by density. For raw {bpp}bpp tiles ({size} bytes) return {result}, sorted by the count of non-zero pixels ({way}, equal ones in their old order).",
        ),
    )


RECIPES = (
    words_without_repeats,
    canonical_flip,
    most_similar_tile,
    find_tile_in_sheet,
    same_shape_other_colors,
    blank_run_of_tiles,
    insert_tiles_and_shift,
    remove_tile_from_sheet,
    exchange_tiles,
    blank_unused_tiles,
    pack_used_tiles,
    pixels_changed_per_tile,
    overview_of_sheet,
    order_by_ink,
)
