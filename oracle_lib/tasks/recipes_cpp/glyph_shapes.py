"""Letters as pictures: bearings, gaps between shapes, kerning, odd cell sizes, outlines, accents, subsets, found again in maps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import in_line, in_rows, tile_bytes, tile_rows

SUBJECT = "fonts"
VECTOR = "std::vector<uint8_t>"
TEXT = "const std::string&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _glyph(r: random.Random, rows: int = 8) -> list[int]:
    kind = r.choice(("empty", "any", "thin", "thin", "low"))
    mask = r.choice((0x7E, 0x3C, 0x78, 0x1E, 0x10))
    if kind == "empty":
        return [0] * rows
    out = [r.getrandbits(8) & (mask if kind != "any" else 255) for _ in range(rows)]
    if kind == "low":
        out[: rows // 3] = [0] * (rows // 3)
    return out


def _font(r: random.Random, most: int = 4, rows: int = 8, least: int = 0) -> list[int]:
    return in_line([_glyph(r, rows) for _ in range(r.randrange(least, most + 1))])


def _bits(byte: int) -> list[int]:
    return [int(bit) for bit in f"{byte:08b}"]


def _ink(rows: list[int]) -> set[tuple[int, int]]:
    return {(x, y) for y, byte in enumerate(rows) for x, bit in enumerate(_bits(byte)) if bit}


def side_bearings(rng: random.Random) -> Made:
    many = rng.random() < 0.5
    empty = rng.choice((8, 4))
    core = cpp(
        """
        int all = 0;
        for (int y = 0; y < 8; ++y) all |= @byte;
        int left = 0, right = 0;
        if (all == 0) left = @empty;
        while (all != 0 && !(all & 0x80 >> left)) ++left;
        while (all != 0 && !(all >> right & 1)) ++right;
        """,
        byte="font[at + y]" if many else "glyph[y]",
        empty=empty,
    )
    if many:
        inner = core.replace("\n", "\n  ")
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + 8 <= font.size(); at += 8) {{\n  {inner}\n  out.push_back(left);\n  out.push_back(right);\n}}\nreturn out;"
    else:
        body = core + "\nreturn {left, right};"
        body = body.replace("}return", "}\nreturn").replace(";return", ";\nreturn")

    def one(glyph: list[int]) -> list[int]:
        columns = sorted({x for x, _ in _ink(glyph)})
        return [columns[0], 7 - columns[-1]] if columns else [empty, 0]

    def all_of(font: list[int]) -> list[int]:
        return in_line([one(glyph) for glyph in in_rows(font, 8) if len(glyph) == 8])

    what = f"the number of empty columns on the left and on the right; an empty glyph has {empty} and 0"
    return Made(
        f"{VECTOR} @f({BYTES} font)" if many else f"std::array<int, 2> @f({BYTES} glyph)",
        body,
        all_of if many else one,
        (lambda r: [_font(r, 4) + [1] * r.choice((0, 0, 5))]) if many else (lambda r: [_glyph(r)]),
        (
            f"Side bearings of {'all glyphs of a 1bpp 8x8 font (left, right, left, right ...; partial glyph ignored)' if many else 'a 1bpp 8x8 glyph, as {left, right}'}: {what}.",
            f"Write a function that measures the white space beside {'the letters of a font' if many else 'a letter'}. A letter has 8 bytes, one a row, bit 7 is the left pixel. Return {'for each whole letter, in order, ' if many else ''}{what}.",
            f"How do I find out how far {'each glyph is' if many else 'a glyph is'} from its cell's edges? 8 row bytes, MSB left; {what}{', two bytes a glyph; leftover bytes ignored' if many else ''}",
            f"For automatic spacing I need {'two bytes for each letter of the 8x8 font (8 bytes a letter, an incomplete one is skipped)' if many else 'two numbers for an 8x8 letter'}: {what}.",
        ),
    )


def gap_between_glyphs(rng: random.Random) -> Made:
    none = rng.choice((16, 8, -1))
    near = rng.random() < 0.4
    body = cpp(
        """
        int best = 99;
        for (int y = 0; y < 8; ++y)
          for (int v = @top; v <= @bottom; ++v) {
            if (left[y] == 0 || right[v] == 0) continue;
            int gap = 0;
            while (!(left[y] >> gap & 1)) ++gap;
            int start = 0;
            while (!(right[v] & 0x80 >> start)) ++start;
            best = std::min(best, gap + start);
          }
        return best == 99 ? @none : best;
        """,
        top="std::max(0, y - 1)" if near else "y",
        bottom="std::min(7, y + 1)" if near else "y",
        none=none,
    )

    def oracle(left: list[int], right: list[int]) -> int:
        reach = 1 if near else 0
        gaps = [7 - x + u for x, y in _ink(left) for u, v in _ink(right) if abs(y - v) <= reach]
        return min(gaps, default=none)

    rows = "in the same row or in neighbouring rows" if near else "in the same row"
    return Made(
        f"int @f({BYTES} left, {BYTES} right)",
        body,
        oracle,
        lambda r: [_glyph(r), _glyph(r)],
        (
            f"Smallest number of empty columns between ink of two 1bpp 8x8 glyphs set side by side, measured {rows}; {none} if no row qualifies.",
            f"Write a function for optical kerning. Two letters of 8 row bytes (bit 7 left) stand next to each other, cell to cell. For a set pixel of `left` and a set pixel of `right` {rows}, the gap is the number of pixel columns between them. Return the smallest gap, {none} if there is no such pair of pixels.",
            f"How do I compute by how much I can push two letters together? min over pixels {rows} of (columns right of the left one's pixel + columns left of the right one's), 8x8 1bpp; nothing facing each other: {none}",
            f"'AV' looks too wide in my font. Given both glyphs (8 bytes, MSB is the left pixel), how many free columns lie between their ink at the tightest spot, looking {rows}? {none} when they never face each other.",
        ),
    )


def glyph_cells_12(rng: random.Random) -> Made:
    wide, tall = rng.choice(((12, 12), (12, 16), (6, 8), (4, 8)))
    pack = rng.random() < 0.4
    size = (wide * tall + 7) // 8
    if pack:
        body = f"std::vector<uint8_t> data({size});\nfor (int y = 0; y < {tall}; ++y)\n  for (int x = 0; x < {wide}; ++x) {{\n    int bit = y * {wide} + x;\n    if (rows[y] >> (15 - x) & 1) data[bit / 8] |= 0x80 >> bit % 8;\n  }}\nreturn data;"
    else:
        body = f"std::vector<uint16_t> rows({tall});\nfor (int y = 0; y < {tall}; ++y)\n  for (int x = 0; x < {wide}; ++x) {{\n    int bit = number * {wide * tall} + y * {wide} + x;\n    if (font[bit / 8] >> (7 - bit % 8) & 1) rows[y] |= 0x8000 >> x;\n  }}\nreturn rows;"

    def read(font: list[int], number: int) -> list[int]:
        text = "".join(f"{byte:08b}" for byte in font)[number * wide * tall :]
        return [int(text[at : at + wide].ljust(16, "0"), 2) for at in range(0, wide * tall, wide)]

    def write(rows: list[int]) -> list[int]:
        text = "".join(f"{row:016b}"[:wide] for row in rows)
        return [int(text[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(text), 8)]

    def given(r: random.Random) -> list[object]:
        if pack:
            return [[r.getrandbits(16) for _ in range(tall)]]
        count = r.choice((1, 2, 3))
        return [r.randbytes((count * wide * tall + 7) // 8), r.randrange(count)]

    form = f"{wide}x{tall} pixels, rows without any gap between them, highest bit first"
    if pack:
        asks = (
            f"Pack a {wide}x{tall} 1bpp glyph from {tall} words (bit 15 = left pixel) tightly: {form}, {size} bytes; ignore lower bits.",
            f"Write a function that stores a letter of {wide} by {tall} pixels in {size} bytes. `rows` has a word for each row with the left pixel in bit 15; only the upper {wide} bits count. In the result the rows follow each other without gaps, bit after bit, the first pixel in bit 7 of the first byte.",
            f"How do I squeeze {wide}-pixel rows into a bit stream? {tall} words in (MSB = left), {size} bytes out, no padding between rows",
            f"Font export: {wide}x{tall} letters lie as one bit string, {form}. From the {tall} row words (left-aligned, the remaining low bits are garbage) make those {size} bytes.",
        )
    else:
        asks = (
            f"Glyph `number` of a tightly packed 1bpp font ({form}; glyphs also follow without gaps) as {tall} words, bit 15 = left pixel.",
            f"Write a function that unpacks a letter of a font with cells of {wide} by {tall} pixels. All pixels of all letters form one bit string: rows from the top, letters one after the other, no padding anywhere, bit 7 of a byte first. Return the {tall} rows of letter `number` as words with the left pixel in bit 15 and the unused low bits 0. The letter exists.",
            f"How do I read letters from a {wide}x{tall} bit-packed font (MSB first, {wide * tall} bits a letter, nothing aligned)? result: {tall} words, left-aligned",
            f"The game saves space: letters of {wide}x{tall} pixels as a continuous bit stream ({wide * tall} bits each). I want number `number` as row words whose top {wide} bits are the pixels; it lies within the data.",
        )
    return Made(
        f"{VECTOR} @f({WORDS} rows)" if pack else f"std::vector<uint16_t> @f({BYTES} font, int number)",
        body,
        write if pack else read,
        given,
        asks,
    )


def letters_with_outline(rng: random.Random) -> Made:
    diagonal = rng.random() < 0.5
    ink, rim = rng.choice(((1, 2), (3, 1), (1, 3)))
    body = cpp(
        """
        std::vector<uint8_t> tile(16);
        for (int y = 0; y < 8; ++y) {
          int rim = glyph[y] << 1 | glyph[y] >> 1;
          for (int v : {y - 1, y + 1})
            if (v >= 0 && v < 8) rim |= glyph[v]@near;
          rim &= ~glyph[y];
          tile[y * 2] = @low;
          tile[y * 2 + 1] = @high;
        }
        return tile;
        """,
        near=" | glyph[v] << 1 | glyph[v] >> 1" if diagonal else "",
        low=" | ".join(n for n, c in (("glyph[y]", ink), ("rim", rim)) if c & 1) or "0",
        high=" | ".join(n for n, c in (("glyph[y]", ink), ("rim", rim)) if c & 2) or "0",
    )

    def oracle(glyph: list[int]) -> list[int]:
        solid = _ink(glyph)
        rows = []
        for y in range(8):
            line = []
            for x in range(8):
                near = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if diagonal or not dx or not dy]
                line.append(ink if (x, y) in solid else rim if any(one in solid for one in near) else 0)
            rows.append(line)
        return tile_bytes(rows, 2)

    around = "its eight neighbours" if diagonal else "its neighbours left, right, above, below"
    return Made(
        f"{VECTOR} @f({BYTES} glyph)",
        body,
        oracle,
        lambda r: [_glyph(r)],
        (
            f"1bpp 8x8 letter to a SNES 2bpp tile with outline: ink is color {ink}, empty pixels with ink among {around} color {rim}, others 0. Cut at the cell.",
            f"Write a function that gives a letter a rim. `glyph` has 8 row bytes, bit 7 on the left. In the 2bpp tile (16 bytes, each row the byte of plane 0, then of plane 1) pixels of the letter get color {ink}; pixels that are not of the letter but have one of its pixels among {around} get color {rim}; the rest is 0. Outside of the 8x8 cell there is nothing.",
            f"How do I make outlined text from a 1bpp font? letter {ink}, border {rim} ({'8' if diagonal else '4'}-neighbourhood), background 0, one 8x8 cell, 2bpp planar output",
            f"White letters vanish on a bright sky, so they get a contour in color {rim} around the strokes in color {ink}: every free pixel next to ink ({around}). 8 bytes in, a raw 2bpp SNES tile out, no spill into neighbouring cells.",
        ),
    )


def accented_letter(rng: random.Random) -> Made:
    drop = rng.random() < 0.5
    body = cpp(
        """
        int top = 0;
        while (top < 8 && letter[top] == 0) ++top;
        int height = 0;
        for (int y = 0; y < 8; ++y)
          if (accent[y] != 0) height = y + 1;
        std::vector<uint8_t> out(8);
        @place
        for (int y = 0; y < 8; ++y) out[y] |= accent[y];
        return out;
        """,
        place="int shift = std::max(0, height#gap - top);\nfor (int y = 0; y + shift < 8; ++y) out[y + shift] = letter[y];"
        if drop
        else "for (int y = 0; y < 8; ++y) out[y] = y < height#gap ? 0 : letter[y];",
    ).replace("#gap", " + 1" if (gap := rng.random() < 0.5) else "")

    def oracle(letter: list[int], accent: list[int]) -> list[int]:
        height = max((y for _, y in _ink(accent)), default=-1) + 1 + gap
        top = min((y for _, y in _ink(letter)), default=8)
        if drop:
            shift = max(0, height - top)
            body_ = {(x, y + shift) for x, y in _ink(letter)}
        else:
            body_ = {(x, y) for x, y in _ink(letter) if y >= height}
        both = body_ | _ink(accent)
        return [int("".join(str(int((x, y) in both)) for x in range(8)), 2) for y in range(8)]

    def given(r: random.Random) -> list[object]:
        letter = [0] * (start := r.choice((0, 1, 2, 3))) + [r.getrandbits(8) & 0x7E | 8 for _ in range(7 - start)] + [0]
        accent = [r.choice((0x0C, 0x30, 0x24, 0x5A)) for _ in range(r.choice((0, 1, 2, 2)))]
        return [letter if r.random() < 0.9 else [0] * 8, (accent + [0] * 8)[:8]]

    space = " and one empty row" if gap else ""
    rows = f"the accent's rows (down to its last one with ink; none if it is blank){space}"
    rule = (
        f"the letter moves down just as far as needed to start below {rows}; what falls out at the bottom is lost"
        if drop
        else f"the letter's pixels in {rows} are erased"
    )
    return Made(
        f"{VECTOR} @f({BYTES} letter, {BYTES} accent)",
        body,
        oracle,
        given,
        (
            f"Put an accent over a letter (1bpp, 8 row bytes each): {rule}; then OR both. Counted from the cell's top.",
            f"Write a function that makes an accented letter. Both glyphs have 8 bytes, one a row from the top. First {rule}. Then the accent is laid over it. All rows are those of the same 8x8 cell; return its 8 bytes.",
            f"How do I combine base letters and diacritics in an 8x8 1bpp font? {rule}; result = letter | accent",
            f"Translating to French: for é and the like I merge two glyphs of 8 bytes. To keep them apart, {rule}. Both drawn together are the result.",
        ),
    )


def subset_of_font(rng: random.Random) -> Made:
    size = rng.choice((8, 16))
    first = rng.choice((0x20, 0x20, 0x41, 0x30))
    codes = rng.random() < 0.5
    body = cpp(
        """
        std::set<char> used(text.begin(), text.end());
        std::vector<uint8_t> out;
        @head
        """,
        head="for (char c : text) out.push_back(std::distance(used.begin(), used.find(c)));\nreturn out;"
        if codes
        else f"for (char c : used) {{\n  size_t at = (c - {first}) * {size};\n  out.insert(out.end(), font.begin() + at, font.begin() + at + {size});\n}}\nreturn out;",
    )

    def glyphs(font: list[int], text: str) -> list[int]:
        return [b for code in range(first, 128) if chr(code) in text for b in font[(code - first) * size :][:size]]

    def encoded(text: str) -> list[int]:
        order = "".join(sorted(set(text)))
        return [order.index(c) for c in text]

    letters = "".join(chr(first + n) for n in range(12))

    def given(r: random.Random) -> list[object]:
        text = "".join(r.choice(letters) for _ in range(r.randrange(0, 9)))
        return [text] if codes else [b"".join(bytes([n, r.randrange(256)]) * (size // 2) for n in range(12)), text]

    if codes:
        asks = (
            "Encode a text for a font that holds only its own characters, in ascending order: each letter becomes the rank of its character among the different ones.",
            "Write a function that encodes a text for a reduced font. The font contains only the different characters of the text, sorted by their codes; the first has number 0. Return the number of every letter of `text` in order.",
            "How do I number characters so that only the used ones count? sorted set of chars, output the index of each char of the text; ASCII only",
            "A title screen uses few letters, its tileset has just those, sorted by ASCII code and numbered from 0. Translate the text into these numbers, a byte a letter.",
        )
    else:
        asks = (
            f"Only the glyphs a text needs: for each different character, ascending, its {size} bytes from `font`, whose first glyph is character {first}.",
            f"Write a function that cuts a font down to the characters of `text`. `font` has {size} bytes for every character from code {first} on. Put out the glyphs of the different characters of the text, each once, sorted by character code. All of them are in the font.",
            f"How do I build a minimal font for a title card? sorted unique chars of the text -> concatenated {size}-byte glyphs; glyph of c at (c - {first}) * {size}; nothing missing",
            f"VRAM is too small for the whole alphabet ({size} bytes a letter, starting with code {first}). Which glyph bytes have to be loaded for this text, every character once, in the order of their codes? The font has them all.",
        )
    return Made(
        f"{VECTOR} @f({TEXT} text)" if codes else f"{VECTOR} @f({BYTES} font, {TEXT} text)",
        body,
        encoded if codes else glyphs,
        given,
        asks,
    )


def text_of_tiles(rng: random.Random) -> Made:
    size = rng.choice((8, 16))
    unknown = rng.choice(("?", "_"))
    first = rng.choice((0x20, 0x41))
    body = cpp(
        """
        std::string text;
        for (size_t at = 0; at + @size <= tiles.size(); at += @size) {
          char letter = '@unknown';
          for (size_t g = 0; g + @size <= font.size(); g += @size)
            if (std::equal(tiles.begin() + at, tiles.begin() + at + @size, font.begin() + g)) {
              letter = @first + g / @size;
              break;
            }
          text += letter;
        }
        return text;
        """,
        size=size,
        unknown=unknown,
        first=first,
    )

    def oracle(tiles: list[int], font: list[int]) -> str:
        names: dict[tuple[int, ...], str] = {}
        for n, glyph in enumerate(in_rows(font, size)):
            names.setdefault(tuple(glyph), chr(first + n))
        return "".join(names.get(tuple(tile), unknown) for tile in in_rows(tiles, size) if len(tile) == size)

    def given(r: random.Random) -> list[object]:
        font = [r.randbytes(size) for _ in range(r.randrange(1, 8))]
        if r.random() < 0.3:
            font.append(font[0])
        tiles = [r.choice((*font, r.randbytes(size))) for _ in range(r.randrange(0, 9))]
        return [b"".join(tiles) + bytes(r.choice((0, 0, 3))), b"".join(font)]

    return Made(
        f"std::string @f({BYTES} tiles, {BYTES} font)",
        body,
        oracle,
        given,
        (
            f"Read text back from tiles: each whole {size}-byte tile -> the character of the first equal glyph in `font` (glyph 0 is character {first}), `{unknown}` if none.",
            f"Write a function that recognises letters in graphics. `font` has whole glyphs of {size} bytes for the characters from code {first} on. For every {size}-byte tile of `tiles` append the character whose glyph has exactly the same bytes, the first of several, or `{unknown}` if there is none. A partial tile at the end is skipped.",
            f"How do I OCR a tile dump with the game's own font? byte-exact match of {size}-byte glyphs, lowest code wins, first code {first}, unknown tile = '{unknown}'",
            f"Title graphics contain text as tiles. Compare each one ({size} bytes) with the font's glyphs (character codes count up from {first}) and give me the text with `{unknown}` where no glyph is identical; equal glyphs count as the earliest.",
        ),
    )


def condensed_letters(rng: random.Random) -> Made:
    rule = rng.choice(("or", "left", "and"))
    pair = rng.random() < 0.5
    test = {
        "or": "byte >> (6 - 2 * x) & 3",
        "left": "byte >> (7 - 2 * x) & 1",
        "and": "(byte >> (6 - 2 * x) & 3) == 3",
    }[rule]
    if pair:
        body = f"auto narrow = [](int byte) {{\n  int out = 0;\n  for (int x = 0; x < 4; ++x)\n    if ({test}) out |= 8 >> x;\n  return out;\n}};\nstd::vector<uint8_t> tile;\nfor (int y = 0; y < 8; ++y) tile.push_back(narrow(a[y]) << 4 | narrow(b[y]));\nreturn tile;"
    else:
        body = f"for (uint8_t& byte : font) {{\n  int out = 0;\n  for (int x = 0; x < 4; ++x)\n    if ({test}) out |= 0x80 >> x;\n  byte = out;\n}}"

    def narrow(byte: int) -> str:
        pairs = in_rows(_bits(byte), 2)
        return "".join(str(int({"or": any(p), "left": bool(p[0]), "and": all(p)}[rule])) for p in pairs)

    def both(a: list[int], b: list[int]) -> list[int]:
        return [int(narrow(x) + narrow(y), 2) for x, y in zip(a, b, strict=True)]

    def all_of(font: list[int]) -> None:
        font[:] = [int(narrow(byte) + "0000", 2) for byte in font]

    how = {
        "or": "set if at least one of the two is",
        "left": "the left one of the two",
        "and": "set only if both are",
    }[rule]
    return Made(
        f"{VECTOR} @f({BYTES} a, {BYTES} b)" if pair else f"void @f({BUFFER} font)",
        body,
        both if pair else all_of,
        (lambda r: [_glyph(r), _glyph(r)]) if pair else (lambda r: [_font(r, 3)]),
        (
            f"{'Two 1bpp 8x8 letters at half width in one tile, a left, b right' if pair else 'Halve the width of all 1bpp 8-pixel rows in place (result in the upper 4 bits, the lower ones 0)'}: of each pair of neighbouring pixels one remains, {how}.",
            f"Write a function that makes condensed letters. {'`a` and `b` have 8 row bytes each, bit 7 left; the result is one 8x8 tile with the narrowed a in its left and the narrowed b in its right half.' if pair else 'Every byte of `font` is a row of 8 pixels, bit 7 left; it becomes a row of 4 pixels in bits 7 to 4, bits 3 to 0 are 0.'} Pixels 0 and 1, 2 and 3, 4 and 5, 6 and 7 each make one pixel, {how}.",
            f"How do I squeeze 8 pixel wide letters to 4{' and put two into one tile' if pair else ''}? pixel pairs -> one pixel, {how}; 1bpp, MSB left{'' if pair else ', left-aligned'}",
            f"Item names are too long for the menu: use half-width letters. Each two columns of a glyph become one ({how}); {'two glyphs share a tile of 8 bytes, the first one on the left' if pair else 'the four columns stay at the left of the cell, for every row byte in the buffer'}.",
        ),
    )


def tall_letters(rng: random.Random) -> Made:
    split = rng.random() < 0.5
    size = rng.choice((8, 16))
    step = size // 8
    target = f"(half * glyphs + n) * {size}" if split else f"(n * 2 + half) * {size}"
    alloc = f"int glyphs = font.size() / {size};\nstd::vector<uint8_t> out(glyphs * {2 * size});"
    body = f"{alloc}\nfor (int n = 0; n < glyphs; ++n)\n  for (int half = 0; half < 2; ++half)\n    for (int y = 0; y < 8; ++y)\n      for (int p = 0; p < {step}; ++p) out[{target} + y * {step} + p] = font[n * {size} + (half * 4 + y / 2) * {step} + p];\nreturn out;"
    if step == 1:
        body = body.replace("\n      for (int p = 0; p < 1; ++p) out", " out").replace(" * 1 + p]", "]")

    def oracle(font: list[int]) -> list[int]:
        tops, bottoms = [], []
        for glyph in [one for one in in_rows(font, size) if len(one) == size]:
            rows = [row for row in in_rows(glyph, step) for _ in (0, 1)]
            tops.append(in_line(rows[:8]))
            bottoms.append(in_line(rows[8:]))
        if split:
            return in_line(tops + bottoms)
        return in_line([tile for both in zip(tops, bottoms, strict=True) for tile in both])

    order = (
        "first the upper halves of all letters, then all lower halves"
        if split
        else "for each letter its upper, then its lower half"
    )
    bpp = step
    return Made(
        f"{VECTOR} @f({BYTES} font)",
        body,
        oracle,
        lambda r: [_font(r, 4, size) + [7] * r.choice((0, 0, 3))],
        (
            f"Double-height font from {bpp}bpp 8x8 SNES tiles ({size} bytes): every row twice, {order}. Drop a partial tile.",
            f"Write a function that makes letters of 8x16 pixels out of 8x8 ones by repeating each row. A letter is a {bpp}bpp tile of {size} bytes ({'a byte' if step == 1 else 'two bytes, plane 0 and plane 1,'} a row). Output: {order}, in the same format. An incomplete letter at the end is left out.",
            f"How do I double the height of an 8x8 font ({bpp}bpp, {size} bytes a glyph)? {order}; whole glyphs only",
            f"Subtitles need tall letters: rows doubled, so that each tile becomes two. {order[0].upper() + order[1:]}; {size} bytes a tile in and out, extra bytes ignored.",
        ),
    )


def justified_gaps(rng: random.Random) -> Made:
    left = rng.random() < 0.5
    body = cpp(
        """
        int gaps = std::count(text.begin(), text.end(), ' '), width = 0;
        for (char c : text) width += widths[c - 32];
        int spare = box - width;
        std::vector<int> starts;
        int x = 0, seen = 0;
        for (char c : text) {
          starts.push_back(x);
          x += widths[c - 32];
          if (c != ' ' || spare <= 0) continue;
          x += spare / gaps@more;
          ++seen;
        }
        return starts;
        """,
        more=" + (seen < spare % gaps)" if left else " + (seen >= gaps - spare % gaps)",
    )

    def oracle(text: str, widths: list[int], box: int) -> list[int]:
        spaces = [i for i, c in enumerate(text) if c == " "]
        natural = [widths[ord(c) - 32] for c in text]
        spare = max(0, box - sum(natural))
        if spaces:
            for n in range(spare):
                i = n % len(spaces)
                natural[spaces[i] if left else spaces[-1 - i]] += 1
        return [sum(natural[:i]) for i in range(len(text))]

    def given(r: random.Random) -> list[object]:
        text = "".join(r.choice("AB  !") for _ in range(r.randrange(0, 9)))
        return [text, [r.randrange(2, 8) for _ in range(40)], r.choice((0, 20, 40, 41, 60))]

    order = "the leftmost" if left else "the rightmost"
    return Made(
        f"std::vector<int> @f({TEXT} text, {BYTES} widths, int box)",
        body,
        oracle,
        given,
        (
            f"Justify a text line to `box` pixels: x of each character; missing pixels are spread evenly over the spaces, a remainder goes one pixel each to {order} ones. Width of c: widths[c - 32].",
            f"Write a function that sets a line in full width. A character c is widths[c - 32] pixels wide. If the line is narrower than `box`, its spaces are widened: each gets the same whole number of pixels, and what is left over goes to {order} spaces, one pixel each. Return the x position where each character starts. A line that is as wide or wider, or has no space, is set normally.",
            f"How do I do block justification with a proportional font? positions of all chars; extra = box - width shared among ' ' (remainder to {order} spaces, +1 each); nothing to do if extra <= 0 or no spaces; widths indexed by c - 32",
            f"The book screen wants straight right margins: distribute the free pixels of the line over its blanks, evenly, surplus pixels to {order} blanks. I need every letter's start x; lines without blanks or without room stay left-aligned. (widths[0] is the blank's width.)",
        ),
    )


def rows_used_by_font(rng: random.Random) -> Made:
    rows = rng.choice((8, 16))
    mask = rng.random() < 0.5
    body = (
        cpp(
            """
            int first = @rows, last = -1;
            for (size_t at = 0; at < font.size() / @rows * @rows; ++at) {
              if (font[at] == 0) continue;
              first = std::min<int>(first, at % @rows);
              last = std::max<int>(last, at % @rows);
            }
            if (last < 0) return {0, 0};
            return {first, last + 1 - first};
            """,
            rows=rows,
        )
        if not mask
        else f"uint16_t used = 0;\nfor (size_t at = 0; at < font.size() / {rows} * {rows}; ++at)\n  if (font[at] != 0) used |= 1 << at % {rows};\nreturn used;"
    )

    def oracle(font: list[int]) -> object:
        glyphs = [g for g in in_rows(font, rows) if len(g) == rows]
        used = [y for y in range(rows) if any(g[y] for g in glyphs)]
        if mask:
            return sum(2**y for y in used)
        return [used[0], used[-1] - used[0] + 1] if used else [0, 0]

    result = (
        "a mask with bit y set if some glyph has ink in row y (0 = top)"
        if mask
        else "the first row with ink in any glyph and the number of rows from there to the last such row, or {0, 0} for a blank font"
    )
    return Made(
        f"uint16_t @f({BYTES} font)" if mask else f"std::array<int, 2> @f({BYTES} font)",
        body,
        oracle,
        lambda r: [
            in_line(
                [
                    [0] * (s := r.choice((0, 1, rows // 2)))
                    + [r.choice((0, 0x18, 0x80)) for _ in range(rows - s - 1)]
                    + [0]
                    for _ in range(r.randrange(0, 4))
                ]
            )
            + [9] * r.choice((0, 0, 2))
        ],
        (
            f"Which of the {rows} rows does a 1bpp 8x{rows} font use? Return {result}. Whole glyphs only.",
            f"Write a function that determines the vertical extent of a font. A glyph has {rows} bytes, one a row from the top. Over all whole glyphs, return {result}.",
            f"How do I find {'the rows' if mask else 'ascent and height'} that letters really occupy in 8x{rows} cells (1bpp, {rows} bytes each)? {result}; ignore an incomplete glyph",
            f"To set lines closer I look for rows that no letter touches. Font: {rows} bytes a letter, a byte a row. Give me {result}; bytes after the last complete letter don't count.",
        ),
    )


def glyphs_that_touch(rng: random.Random) -> Made:
    edge = rng.choice(("right", "left", "both", "wide"))
    test = {
        "right": "all & 1",
        "left": "all & 0x80",
        "both": "(all & 0x81) == 0x81",
        "wide": "all & 0xFF >> widths[n]",
    }[edge]
    body = f"std::vector<int> bad;\nfor (size_t n = 0; n < font.size() / 8{' && n < widths.size()' if edge == 'wide' else ''}; ++n) {{\n  int all = 0;\n  for (int y = 0; y < 8; ++y) all |= font[n * 8 + y];\n  if ({test}) bad.push_back(n);\n}}\nreturn bad;"

    def oracle(font: list[int], widths: list[int] | None = None) -> list[int]:
        out = []
        for n, glyph in enumerate(g for g in in_rows(font, 8) if len(g) == 8):
            columns = {x for x, _ in _ink(glyph)}
            if edge == "wide":
                hit = widths is not None and n < len(widths) and any(x >= widths[n] for x in columns)
            else:
                hit = {"right": 7 in columns, "left": 0 in columns, "both": {0, 7} <= columns}[edge]
            if hit:
                out.append(n)
        return out

    rule = {
        "right": "ink in the rightmost column",
        "left": "ink in the leftmost column",
        "both": "ink in both the leftmost and the rightmost column",
        "wide": "ink beyond its width (columns widths[n] to 7)",
    }[edge]
    return Made(
        f"std::vector<int> @f({BYTES} font{f', {BYTES} widths' if edge == 'wide' else ''})",
        body,
        oracle,
        lambda r: [
            _font(r, 6) + [1] * r.choice((0, 0, 3)),
            *([[r.randrange(9) for _ in range(r.randrange(7))]] if edge == "wide" else []),
        ],
        (
            f"Numbers of all glyphs of a 1bpp 8x8 font with {rule}{'; as many as both lists have' if edge == 'wide' else ''}.",
            f"Write a function that checks the spacing of a font: return the numbers, ascending, of the glyphs that have {rule}. A glyph has 8 bytes, a row each, bit 7 is column 0 (left). {'`widths` gives 0 to 8 for each glyph; glyphs without a width are not checked. ' if edge == 'wide' else ''}An incomplete glyph at the end doesn't count.",
            f"How do I find letters that will {'be cut off' if edge == 'wide' else 'stick to their neighbours'}? 8 bytes a glyph, MSB left, report indexes with {rule}{' (n below both counts, widths 0-8)' if edge == 'wide' else ''}; whole glyphs",
            f"Font lint: list every glyph with {rule}. 1bpp, 8x8, 8 bytes each{'; a width (0 to 8) for each glyph in `widths`, missing ones skip the check' if edge == 'wide' else ''}; trailing bytes that make no glyph are ignored.",
        ),
    )


def font_4bpp_colors(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; at + 16 <= font.size(); at += 16) {
          size_t base = out.size();
          out.resize(base + 32);
          for (int y = 0; y < 8; ++y)
            for (int x = 0; x < 8; ++x) {
              int old = (font[at + y * 2] >> (7 - x) & 1) | (font[at + y * 2 + 1] >> (7 - x) & 1) << 1;
              int color = @color;
              for (int p = 0; p < 4; ++p) out[base + p / 2 * 16 + y * 2 + p % 2] |= (color >> p & 1) << (7 - x);
            }
        }
        return out;
        """,
        color="colors >> 4 * old & 15" if (packed := rng.random() < 0.5) else "colors[old]",
    )

    def oracle(font: list[int], colors: int | list[int]) -> list[int]:
        table = [int(d, 16) for d in f"{colors:04x}"[::-1]] if isinstance(colors, int) else colors
        out = []
        for tile in [one for one in in_rows(font, 16) if len(one) == 16]:
            out += tile_bytes([[table[c] for c in row] for row in tile_rows(tile, 2)], 4)
        return out

    where = "bits 4c to 4c + 3 of `colors`" if packed else "colors[c] (four entries, 0 to 15)"
    return Made(
        f"{VECTOR} @f({BYTES} font, {'uint16_t' if packed else BYTES} colors)",
        body,
        oracle,
        lambda r: [
            r.randbytes(16 * r.randrange(0, 3) + r.choice((0, 0, 7))),
            r.getrandbits(16) if packed else [r.randrange(16) for _ in range(4)],
        ],
        (
            f"SNES 2bpp font to 4bpp tiles with chosen colors: color c of a pixel becomes {where}. Incomplete tile dropped.",
            f"Write a function that converts 2bpp letters to 4bpp ones in other colors. A 2bpp tile has 16 bytes (each row a byte of plane 0 and one of plane 1), a 4bpp tile 32 (planes 0 and 1 in this way, then planes 2 and 3); bit 7 is the left pixel. A pixel of color c becomes {where}. Bytes after the last whole tile are ignored.",
            f"How do I use a layer 3 font on a 4bpp layer, with colors of my choice? new color = {where}; planar 16-byte tiles in, 32-byte tiles out",
            f"The menu font is 2bpp, my new menu needs 4bpp. Convert tile by tile and recolor on the way: old color c (0-3) turns into {where}; a partial tile is left out.",
        ),
    )


RECIPES = (
    side_bearings,
    gap_between_glyphs,
    glyph_cells_12,
    letters_with_outline,
    accented_letter,
    subset_of_font,
    text_of_tiles,
    condensed_letters,
    tall_letters,
    justified_gaps,
    rows_used_by_font,
    glyphs_that_touch,
    font_4bpp_colors,
)
