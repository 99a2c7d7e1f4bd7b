"""Fonts of variable width: measured, packed, drawn into line buffers, styled; captions cut, aligned and addressed."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "text"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _glyph(r: random.Random, height: int) -> bytes:
    kind = r.choice(("any", "thin", "empty", "narrow"))
    if kind == "empty":
        return bytes(height)
    mask = {"any": 0xFF, "thin": 1 << r.randrange(8), "narrow": 0xFF << r.randrange(8) & 0xFF}[kind]
    return bytes(r.getrandbits(8) & mask for _ in range(height))


def _font(r: random.Random, height: int, most: int = 4, least: int = 0) -> bytes:
    return b"".join(_glyph(r, height) for _ in range(r.randrange(least, most + 1)))


def _picture(glyph: list[int]) -> list[str]:
    return [f"{byte:08b}" for byte in glyph]


def _letters(font: list[int], height: int) -> list[list[str]]:
    return [_picture(font[i : i + height]) for i in range(0, len(font) - height + 1, height)]


def measure_glyphs(rng: random.Random) -> Made:
    height = rng.choice((8, 8, 16, 12))
    gap = rng.choice((1, 1, 0))
    empty = rng.choice((3, 4, 0))
    what = rng.choice(("right", "right", "ink"))
    body = cpp(
        """
        std::vector<uint8_t> widths;
        for (size_t at = 0; at + @height <= font.size(); at += @height) {
          int ink = 0;
          for (int y = 0; y < @height; ++y) ink |= font[at + y];
          int width = @empty;
          if (ink) {
            int right = 0, left = 0;
            while (!(ink >> right & 1)) ++right;
            while (!(ink << left & 0x80)) ++left;
            width = @width;
          }
          widths.push_back(width);
        }
        return widths;
        """,
        height=height,
        empty=empty,
        width=f"8 - right{' + 1' if gap else ''}" if what == "right" else f"8 - right - left{' + 1' if gap else ''}",
    )
    if what == "right":
        body = body.replace("int right = 0, left = 0;", "int right = 0;").replace(
            "    while (!(ink << left & 0x80)) ++left;\n", ""
        )

    def oracle(font: list[int]) -> list[int]:
        out = []
        for picture in _letters(font, height):
            columns = [x for x in range(8) if any(row[x] == "1" for row in picture)]
            if not columns:
                out.append(empty)
            else:
                out.append(columns[-1] + 1 - (0 if what == "right" else columns[0]) + gap)
        return out

    extent = (
        "the columns up to its rightmost pixel"
        if what == "right"
        else "the columns from its leftmost to its rightmost pixel"
    )
    more = " plus 1 for the gap" if gap else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} font)",
        body,
        oracle,
        lambda r: [_font(r, height) + bytes(r.choice((0, 0, 3)))],
        (
            f"Width table of a 1bpp font, {height} bytes a glyph: {extent}{more}; an empty glyph is {empty} wide.",
            f"Write a function that measures the letters of a monochrome font. A glyph has {height} rows of one byte, bit 7 is the left pixel. Its width is the number of {extent}{more}. A glyph without pixels has width {empty}. Return the widths in order; an incomplete glyph at the end is none.",
            f"How do I make a proportional font out of 8x{height} letters? One width a letter: {extent}{more}; blank ones {empty}. Only whole glyphs.",
            f"w[n] = {'last' if what == 'right' else 'last - first'} used column + 1{' + 1' if gap else ''}; unused: {empty}; {height} bytes each",
            f"My VWF routine needs a table of widths. Compute it from the 1bpp glyphs ({height} rows each): {extent}{more}, and {empty} for the space and other empty ones.",
        ),
    )


def draw_string(rng: random.Random) -> Made:
    height = rng.choice((8, 8, 12))
    width = rng.choice((8, 16, 32))
    body = cpp(
        """
        std::vector<uint8_t> line(@bytes);
        int x = 0;
        for (uint8_t letter : text) {
          for (int y = 0; y < @height; ++y)
            for (int i = 0; i < widths[letter] && x + i < @pixels; ++i)
              if (font[letter * @height + y] >> (7 - i) & 1) line[@place] |= 0x80 >> (x + i) % 8;
          x += widths[letter];
        }
        return line;
        """,
        bytes=width * height,
        height=height,
        pixels=8 * width,
        place=(place := rng.choice((f"(x + i) / 8 * {height} + y", f"y * {width} + (x + i) / 8"))),
    )
    columns = "/ 8 *" in place

    def oracle(text: list[int], font: list[int], widths: list[int]) -> list[int]:
        letters = _letters(font, height)
        rows = [
            "".join((letters[c][y] + "0" * 8)[: widths[c]] for c in text).ljust(8 * width, "0")[: 8 * width]
            for y in range(height)
        ]
        grid = [[int(row[8 * b : 8 * b + 8], 2) for b in range(width)] for row in rows]
        return (
            [grid[y][b] for b in range(width) for y in range(height)]
            if columns
            else [byte for row in grid for byte in row]
        )

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 4)
        return [
            bytes(r.randrange(count) for _ in range(r.choice((0, 1, 3, 6, 14)))),
            r.randbytes(height * count),
            [r.choice((0, 3, 5, 8, r.randrange(1, 9))) for _ in range(count)],
        ]

    layout = (
        f"tile by tile: the {height} bytes of its leftmost 8 columns, then of the next 8"
        if columns
        else f"row by row, {width} bytes a row"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} text, {BYTES} font, {BYTES} widths)",
        body,
        oracle,
        given,
        (
            f"Draw VWF text into a 1bpp line of {8 * width} x {height} pixels ({layout}). Glyph n: {height} bytes at n * {height}, leftmost widths[n] (0-8) columns. Clip at the right end.",
            f"Write a function that renders a text with a font of variable width. The bytes of `text` are glyph numbers; a glyph has {height} rows of a byte (bit 7 left), of which the first widths[n] columns (at most 8) are drawn, and the next glyph follows directly. The picture has {8 * width} columns and {height} rows with one bit a pixel, initially 0; what goes beyond its right edge is lost. Return it {layout}.",
            f"How do I print proportional text to a bitmap? Font: {height} bytes a letter, `widths` columns of it count; output {8 * width} pixels wide, {layout}, bit 7 leftmost. Too long text is cut off at the edge.",
            f"x += widths[c]; pixel (x + i, y) |= font[{height}c + y] bit (7 - i), i < widths[c], x + i < {8 * width}; output {layout}",
            f"The dialogue preview draws each letter right behind the one before, with the widths of the table (up to 8 pixels). A letter has {height} row bytes. I need the line as 1bpp data {width} bytes wide and {height} pixels high, {layout}; everything outside of it is ignored.",
        ),
    )


def pack_widths(rng: random.Random) -> Made:
    low = rng.random() < 0.5
    less = rng.choice((0, 1))
    back = rng.random() < 0.5
    a, b = ("& 15", ">> 4") if low else (">> 4", "& 15")
    if back:
        more = " + 1" if less else ""
        body = f"std::vector<uint8_t> widths;\nfor (uint8_t pair : packed) {{\n  widths.push_back((pair {a}){more});\n  widths.push_back((pair {b}){more});\n}}\nif (widths.size() > count) widths.resize(count);\nreturn widths;"
        signature = f"std::vector<uint8_t> @f({BYTES} packed, size_t count)"
    else:
        minus = " - 1" if less else ""
        first, second = ("one", "two << 4") if low else ("one << 4", "two")
        body = f"std::vector<uint8_t> packed;\nfor (size_t i = 0; i < widths.size(); i += 2) {{\n  int one = widths[i]{minus}, two = i + 1 < widths.size() ? widths[i + 1]{minus} : 0;\n  packed.push_back({first} | {second});\n}}\nreturn packed;"
        signature = f"std::vector<uint8_t> @f({BYTES} widths)"

    def oracle(data: list[int], count: int = 0) -> list[int]:
        if back:
            digits = [int(digit, 16) for byte in data for digit in (f"{byte:02x}"[::-1] if low else f"{byte:02x}")]
            return [digit + less for digit in digits][:count]
        values = [width - less for width in data] + [0] * (len(data) % 2)
        return [two * 16 + one if low else one * 16 + two for one, two in zip(values[::2], values[1::2], strict=True)]

    half = "low" if low else "high"
    stored = "width - 1" if less else "the width"
    if back:
        asks = (
            f"Unpack glyph widths from nibbles ({half} nibble first, {stored} is stored), at most `count` of them.",
            f"Write a function that reads a packed width table. Each byte has two glyphs' values, the first one's in its {half} nibble; a value is {stored}. Return the widths of the first `count` glyphs, or of all that there are if the table is shorter.",
            f"How do I expand a 4-bit width table? Two glyphs a byte, {half} nibble = first; stored value: {stored}. `count` glyphs are wanted; a short table gives fewer.",
            f"w[2i], w[2i+1] = {half}, {'high' if low else 'low'} nibble of packed[i]{' + 1' if less else ''}; first `count`",
            f"The game keeps the widths of its font in half bytes (value {stored}; the {half} half belongs to the earlier letter). My editor wants one byte a letter, not more than `count`.",
        )
    else:
        asks = (
            f"Pack glyph widths ({1 if less else 0}-{16 if less else 15}) two to a byte, first in the {half} nibble; stored: {stored}. A missing last partner is nibble 0.",
            f"Write a function that packs a table of letter widths into nibbles. Of each two widths the first goes to the {half} nibble and the second to the other one; what is stored is {stored}. The widths are {1 if less else 0} to {16 if less else 15}. If their number is odd, the last byte's unused nibble is 0.",
            f"How do I halve my width table? 4 bits a letter, {half} nibble first, value = {stored}; odd count: the spare nibble is 0.",
            f"packed[i] = nibbles ({half}: w[2i]{' - 1' if less else ''}, other: w[2i+1]{' - 1' if less else ''} or 0)",
            f"ROM space is short, and no letter is wider than {16 if less else 15} pixels: store two of them in a byte ({stored} each, the earlier letter in the {half} half, 0 where no letter is left).",
        )
    return Made(
        signature,
        body,
        oracle,
        (lambda r: [r.randbytes(r.randrange(0, 6)), r.choice((0, 1, 5, 8, 20))])
        if back
        else (lambda r: [[r.randrange(less, 16 + less) for _ in range(r.randrange(0, 9))]]),
        asks,
    )


def fit_with_dots(rng: random.Random) -> Made:
    dots = rng.choice(("...", "..", "."))
    body = cpp(
        """
        auto width = [&](const std::string& part) {
          int sum = 0;
          for (char c : part) sum += widths[c - 0x20];
          return sum;
        };
        if (width(text) <= limit) return text;
        std::string kept = text;
        while (!kept.empty()) {
          kept.pop_back();
          if (width(kept + "@dots") <= limit) return kept + "@dots";
        }
        return "";
        """,
        dots=dots,
    )

    def oracle(text: str, widths: list[int], limit: int) -> str:
        sizes = {chr(0x20 + i): width for i, width in enumerate(widths)}
        options = [text] + [text[:n] + dots for n in range(len(text) - 1, -1, -1)]
        return next((one for one in options if sum(sizes[c] for c in one) <= limit), "")

    def given(r: random.Random) -> list[object]:
        text = "".join(r.choice("ilW mOE.") for _ in range(r.randrange(0, 10)))
        return [text, [r.choice((2, 4, 6, 8)) for _ in range(96)], r.choice((0, 5, 12, 20, 30, 60))]

    return Made(
        f"std::string @f(const std::string& text, {BYTES} widths, int limit)",
        body,
        oracle,
        given,
        (
            f"Shorten `text` to `limit` pixels: unchanged if it fits, else the longest beginning (shorter than the text) that fits together with `{dots}`; empty if not even `{dots}` fits. widths[c - 0x20].",
            f"Write a function that cuts a caption to the space of a menu. widths[c - 0x20] is the width of the ASCII character c in pixels, 96 of them. If the whole text is at most `limit` wide, return it. Otherwise return as many of its first characters as possible (perhaps none), followed by `{dots}`, such that both together are at most `limit` wide; if even `{dots}` alone is too wide, return an empty string.",
            f"How do I abbreviate item names with `{dots}` in a proportional font? Pixel limit given, width of a character in widths[c - 0x20] (the dots too). Keep as much as fits; nothing fits: empty string.",
            f"text if w(text) <= limit, else longest proper prefix p (may be empty) with w(p + '{dots}') <= limit, + '{dots}', else ''",
            f"Long names must not leave their box of `limit` pixels. Show them whole if they fit, cut with `{dots}` at the end if not, and not at all if there's no room for that either. Widths start at the space character (0x20).",
        ),
    )


def aligned_positions(rng: random.Random) -> Made:
    way = rng.choice(("center", "right"))
    unit = rng.choice((1, 8))
    start = "(boxWidth - sum) / 2" if way == "center" else "boxWidth - sum"
    begin = f"std::max(0, {start})"
    if unit == 8:
        begin = f"{begin} / 8 * 8"
    body = cpp(
        """
        std::vector<int> out;
        int sum = 0;
        for (size_t i = 0; i <= text.size(); ++i) {
          if (i == text.size() || text[i] == @newline) {
            out.push_back(@begin);
            sum = 0;
          } else {
            sum += widths[text[i]];
          }
        }
        return out;
        """,
        newline=hexadecimal(newline := rng.choice((0xFE, 0xFF, 0x80))),
        begin=begin,
    )

    def oracle(text: list[int], widths: list[int], box: int) -> list[int]:
        lines: list[list[int]] = [[]]
        for code in text:
            if code == newline:
                lines.append([])
            else:
                lines[-1].append(widths[code])
        out = []
        for line in lines:
            free = max(0, box - sum(line))
            left = free // 2 if way == "center" else free
            out.append(left - left % unit)
        return out

    def given(r: random.Random) -> list[object]:
        return [
            bytes(r.choice((0, 1, 2, 3, newline)) for _ in range(r.randrange(0, 12))),
            [r.randrange(1, 13) for _ in range(4)],
            r.choice((16, 40, 64, 128)),
        ]

    where = "centered (half the free space on the left, rounded down)" if way == "center" else "right-aligned"
    tile = " Round the position down to a multiple of 8." if unit == 8 else ""
    return Made(
        f"std::vector<int> @f({BYTES} text, {BYTES} widths, int boxWidth)",
        body,
        oracle,
        given,
        (
            f"Start x of every line of a VWF text, {where} in `boxWidth` pixels; lines are separated by {hexadecimal(newline)}; too wide: 0.{tile}",
            f"Write a function that aligns the lines of a message. `text` has letter codes, and {hexadecimal(newline)} begins a new line (so there is one line more than such codes, and lines may be empty). A letter c is widths[c] pixels wide. For each line return the x at which it starts to be {where} in a box of `boxWidth` pixels; a line that is wider than the box starts at 0.{tile}",
            f"How do I get credits {'centered' if way == 'center' else 'flush right'} with a proportional font? For all lines ({hexadecimal(newline)} is the line break) the left position, {where}; never negative (use 0).{tile} An empty text is one empty line.",
            f"x = max(0, {'(box - w) / 2' if way == 'center' else 'box - w'}){' & ~7' if unit == 8 else ''} for each line of text, split at ${newline:X}",
            f"My text box is `boxWidth` pixels wide. Where does each line begin if it shall be {where}? Letters have their widths in a table; code {hexadecimal(newline)} separates lines, an overlong line begins at the left edge.{tile}",
        ),
    )


def letter_at_pixel(rng: random.Random) -> Made:
    nearest = rng.random() < 0.5
    if nearest:
        test = "if (x < left + (widths[text[i]] + 1) / 2) return i;"
        end = "return text.size();"
    else:
        test = "if (x < left + widths[text[i]]) return i;"
        end = "return -1;"
    body = f"if (x < 0) return {0 if nearest else -1};\nint left = 0;\nfor (size_t i = 0; i < text.size(); ++i) {{\n  {test}\n  left += widths[text[i]];\n}}\n{end}"

    def oracle(text: list[int], widths: list[int], x: int) -> int:
        sizes = [widths[c] for c in text]
        if nearest:
            places = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
            return sum(1 for a, b in itertools.pairwise(places) if 2 * x >= a + b)
        owner = [i for i, size in enumerate(sizes) for _ in range(size)]
        return owner[x] if 0 <= x < len(owner) else -1

    wanted = (
        "the cursor position (0 to the number of letters) nearest to pixel x: before a letter if x is in its left half (x less than its start plus half of its width, halves not rounded), otherwise behind it or further right"
        if nearest
        else "the index of the letter that covers pixel column x, -1 if x is left of the text or behind it"
    )
    return Made(
        f"int @f({BYTES} text, {BYTES} widths, int x)",
        body,
        oracle,
        lambda r: [
            bytes(r.randrange(4) for _ in range(r.randrange(0, 8))),
            [r.randrange(1, 9) for _ in range(4)],
            r.choice((0, -1, 5, 20, r.randrange(-3, 50))),
        ],
        (
            f"Click in a VWF line: return {wanted}. Letter c is widths[c] pixels wide, the line starts at 0.",
            f"Write a function for the mouse in a text field with a proportional font. The letters of `text` follow each other from x = 0, letter c taking widths[c] pixels (at least 1). Return {wanted}.",
            f"How do I map a pixel to a {'caret position' if nearest else 'letter'}? Widths by letter code, no gaps between letters; I need {wanted}.",
            f"{'#letters whose middle is at or left of x' if nearest else 'i with start(i) <= x < start(i) + widths[text[i]], else -1'}; start(0) = 0",
            f"In the message window the user points at x (pixels from the line's left end, perhaps negative). Tell me {wanted}; each letter's width stands in `widths`.",
        ),
    )


def bold_or_slanted(rng: random.Random) -> Made:
    style = rng.choice(("bold", "slanted", "underlined", "outlined"))
    row = rng.choice((6, 7))
    if style == "bold":
        body = "for (uint8_t& row : font) row |= row >> 1;"
        told = "makes letters bold: each pixel is also set one to the right (what leaves the 8 columns is lost)"
    elif style == "slanted":
        body = "for (size_t i = 0; i < font.size(); ++i) {\n  if (i % 8 < 3) font[i] >>= 1;\n  if (i % 8 > 5) font[i] <<= 1;\n}"
        told = "makes letters slanted: rows 0 to 2 move one pixel to the right and rows 6 and 7 one to the left (what leaves the 8 columns is lost)"
    elif style == "underlined":
        body = f"for (size_t at = {row}; at < font.size(); at += 8) font[at] = 0xFF;"
        told = f"underlines letters: row {row} is filled completely"
    else:
        body = cpp(
            """
            std::vector<uint8_t> old = font;
            for (size_t i = 0; i < font.size(); ++i) {
              int spread = old[i] << 1 | old[i] >> 1;
              if (i % 8 > 0) spread |= old[i - 1];
              if (i % 8 < 7) spread |= old[i + 1];
              font[i] = spread & ~old[i];
            }
            """
        )
        told = "turns letters into outlines: a pixel is set if it was clear and one of its four neighbours (left, right, above, below, in the same letter) was set; former pixels are cleared"

    def oracle(font: list[int]) -> None:
        out: list[int] = []
        for picture in _letters(font, 8):
            lit = {(x, y) for y, line in enumerate(picture) for x in range(8) if line[x] == "1"}
            if style == "bold":
                lit |= {(x + 1, y) for x, y in lit}
            elif style == "slanted":
                lit = {(x + (y < 3) - (y > 5), y) for x, y in lit}
            elif style == "underlined":
                lit |= {(x, row) for x in range(8)}
            else:
                lit = {(x + dx, y + dy) for x, y in lit for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))} - lit
            out += [sum(128 >> x for x in range(8) if (x, y) in lit) for y in range(8)]
        font[:] = out

    return Made(
        f"void @f({BUFFER} font)",
        body,
        oracle,
        lambda r: [_font(r, 8, 3, 1)],
        (
            f"1bpp 8x8 font, in place: a function that {told}.",
            f"Write a function that {told}. `font` has whole letters of eight bytes, one byte a row from the top, bit 7 on the left.",
            f"How do I derive a second style from my 8x8 font? The routine {told}. One bit a pixel, 8 bytes a letter, changed in place.",
            f"each letter (8 row bytes, bit 7 left): the function {told}",
            f"For emphasised words I generate a font instead of drawing it: the function {told}. Monochrome, 8x8, letters one after another.",
        ),
    )


def kerned_width(rng: random.Random) -> Made:
    flat = rng.random() < 0.6
    default = rng.choice((0, 1))
    body = cpp(
        """
        int width = 0;
        for (size_t i = 0; i < text.size(); ++i) {
          width += widths[text[i]];
          if (i + 1 == text.size()) break;
          int space = @default;
          for (size_t k = 0; k + 2 < pairs.size(); k += 3)
            if (pairs[k] == text[i] && pairs[k + 1] == text[i + 1]) {
              space = @read;
              break;
            }
          width += space;
        }
        return width;
        """,
        default=default,
        read="static_cast<int8_t>(pairs[k + 2])" if flat else "-pairs[k + 2]",
    )

    def oracle(text: list[int], widths: list[int], pairs: list[int]) -> int:
        table: dict[tuple[int, int], int] = {}
        for i in range(0, len(pairs) - 2, 3):
            value = pairs[i + 2]
            table.setdefault((pairs[i], pairs[i + 1]), (value - 256 if value > 127 else value) if flat else -value)
        spaces = [table.get(pair, default) for pair in itertools.pairwise(text)]
        return sum(widths[c] for c in text) + sum(spaces)

    def given(r: random.Random) -> list[object]:
        pairs = [
            byte
            for _ in range(r.randrange(0, 5))
            for byte in (r.randrange(3), r.randrange(3), r.choice((1, 2, 0xFF, 0xFE) if flat else (0, 1, 2)))
        ]
        return [
            bytes(r.randrange(3) for _ in range(r.randrange(0, 7))),
            [r.randrange(1, 9) for _ in range(3)],
            pairs + r.choice(([], [1])),
        ]

    value = "a signed byte, the space between the two" if flat else "their overlap in pixels, that is minus the space"
    return Made(
        f"int @f({BYTES} text, {BYTES} widths, {BYTES} pairs)",
        body,
        oracle,
        given,
        (
            f"Pixel width of a text with kerning: sum of widths[c] plus a space between neighbours: that of the first triple (left, right, {value}) in `pairs` that fits, else {default}.",
            f"Write a function that measures a text in a kerned font. Letter c is widths[c] pixels wide. Between two neighbouring letters there {'is 1 pixel' if default else 'are 0 pixels'}, unless `pairs` has an entry for them: three bytes, the left letter, the right letter and {value}; of several entries the first counts, and incomplete bytes at its end don't. No letters: 0.",
            f"How do I take kerning pairs into account when measuring? Entries of 3 bytes: left, right, {value}. Pairs that aren't listed have {default} pixel{'s' if default != 1 else ''} between them; first match wins; leftover bytes are ignored.",
            f"sum widths[text[i]] + sum kern(text[i], text[i+1]); kern from triples (first match; {'signed' if flat else 'negated'}), default {default}",
            f"My fancy font pulls some letters together. How many pixels does a line need? The table has triples (left letter, right letter, {value}), searched from the front; pairs without one have {default} pixel{'s' if default != 1 else ''} of space; widths in their own table; nothing is added after the last letter.",
        ),
    )


def tiles_of_line(rng: random.Random) -> Made:
    tall = rng.choice((1, 2))
    what = rng.choice(("count", "split"))
    if what == "count":
        body = f"int pixels = start;\nfor (uint8_t letter : text) pixels += widths[letter];\nreturn text.empty() ? 0 : ((pixels + 7) / 8 - start / 8){' * 2' if tall == 2 else ''};"
        signature = f"int @f({BYTES} text, {BYTES} widths, int start)"
        wanted = (
            f"how many 8x8 tiles the line touches{' (it is two tiles high)' if tall == 2 else ''}, 0 for an empty text"
        )
    else:
        body = "std::vector<int> letters;\nint x = start;\nfor (size_t i = 0; i < text.size(); ++i) {\n  if (x % 8 + widths[text[i]] > 8) letters.push_back(i);\n  x += widths[text[i]];\n}\nreturn letters;"
        signature = f"std::vector<int> @f({BYTES} text, {BYTES} widths, int start)"
        wanted = "the indexes of the letters that lie across a border between two tiles (8 pixels wide)"

    def oracle(text: list[int], widths: list[int], start: int) -> object:
        spans = []
        x = start
        for code in text:
            spans.append(range(x, x + widths[code]))
            x += widths[code]
        if what == "count":
            return len({pixel // 8 for span in spans for pixel in span}) * tall
        return [i for i, span in enumerate(spans) if span[0] // 8 != span[-1] // 8]

    return Made(
        signature,
        body,
        oracle,
        lambda r: [
            bytes(r.randrange(4) for _ in range(r.randrange(0, 9))),
            [r.randrange(1, 9) for _ in range(4)],
            r.choice((0, 4, 7, 8, r.randrange(20))),
        ],
        (
            f"VWF line from pixel `start` on (letter c: widths[c], 1-8): return {wanted}.",
            f"Write a function for text of variable width in tiles: it returns {wanted}. The letters follow each other from pixel column `start` (not negative) on; widths[c], 1 to 8, is the width of letter c.",
            f"How do I plan the VRAM of a {'caption' if what == 'count' else 'text line'}? Letters start at `start` and take widths[c] pixels each. I need {wanted}.",
            f"x0 = start, x += widths[c]; result: {wanted}",
            f"My VWF engine renders into tiles and wants to know beforehand {wanted}. First pixel: `start`; letter widths from 1 to 8 by code.",
        ),
    )


def shift_glyph_rows(rng: random.Random) -> Made:
    what = rng.choice(("left", "spread"))
    if what == "left":
        height = rng.choice((8, 8, 16))
        body = cpp(
            """
            for (size_t at = 0; at + @height <= font.size(); at += @height) {
              int ink = 0;
              for (int y = 0; y < @height; ++y) ink |= font[at + y];
              if (ink == 0) continue;
              int shift = 0;
              while ((ink << shift & 0x80) == 0) ++shift;
              for (int y = 0; y < @height; ++y) font[at + y] <<= shift;
            }
            """,
            height=height,
        )

        def oracle(font: list[int]) -> None:
            for n, picture in enumerate(_letters(font, height)):
                first = min((row.find("1") for row in picture if "1" in row), default=0)
                font[n * height : (n + 1) * height] = [int((row + "0" * 8)[first : first + 8], 2) for row in picture]

        return Made(
            f"void @f({BUFFER} font)",
            body,
            oracle,
            lambda r: [_font(r, height, 3, 1) + bytes(r.choice((0, 0, 2)))],
            (
                f"Move every glyph of a 1bpp font ({height} bytes each) to the left until it touches its left edge; empty ones stay.",
                f"Write a function that left-aligns the letters of a monochrome font in their cells. A letter has {height} rows of one byte, bit 7 on the left. Shift all its rows by the same number of pixels so that some pixel is in the leftmost column; letters without pixels stay empty. In place; an incomplete letter at the end is not changed.",
                f"How do I prepare a centered 8x{height} font for a VWF? Remove the empty columns on the left of each glyph by shifting it (whole glyphs only).",
                f"per glyph of {height} bytes: row <<= number of common empty left columns",
                f"The letters of my font sit in the middle of their 8-pixel cells. A VWF needs them at the left edge: shift each as far as it goes ({height} bytes a letter), blank letters excepted.",
            ),
        )
    shift = rng.choice((1, 2, 3, 4, 5, 6, 7))
    both = rng.random() < 0.5
    body = f"std::vector<uint8_t> out;\nfor (uint8_t row : glyph) out.push_back(row >> {shift});\nfor (uint8_t row : glyph) out.push_back(row << {8 - shift});\nreturn out;"
    if both:
        body = f"std::vector<uint8_t> out;\nfor (uint8_t row : glyph) {{\n  out.push_back(row >> {shift});\n  out.push_back(row << {8 - shift});\n}}\nreturn out;"

    def spread(glyph: list[int]) -> list[int]:
        rows = [("0" * shift + f"{row:08b}").ljust(16, "0") for row in glyph]
        parts = [[int(row[:8], 2) for row in rows], [int(row[8:], 2) for row in rows]]
        return [byte for pair in zip(*parts, strict=True) for byte in pair] if both else parts[0] + parts[1]

    order = (
        "for each row the left byte and the right byte"
        if both
        else "all rows of the left tile, then all rows of the right one"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} glyph)",
        body,
        spread,
        lambda r: [_glyph(r, r.choice((8, 8, 16, 0)))],
        (
            f"Shift a 1bpp glyph {shift} pixels to the right over two tiles: {order}.",
            f"Write a function that splits a letter that is drawn {shift} pixels behind a tile border. Every row byte (bit 7 left) moves right by {shift} pixels; 8 - {shift} of its pixels remain in the left tile, the others come to the left side of the right tile. Return {order}.",
            f"How do I draw a VWF letter at x mod 8 = {shift}? It falls into two neighbouring tiles: {order}.",
            f"left = row >> {shift}, right = row << {8 - shift} & $FF; output: {order}",
            f"My text routine keeps pre-shifted letters. For {shift} pixels I need them as 16-pixel-wide data: {order}; empty columns are 0.",
        ),
    )


def glyph_to_text(rng: random.Random) -> Made:
    on, off = rng.choice((("#", "."), ("X", "-"), ("@", " "), ("1", "0")))
    on = on if on != "@" else "O"
    read = rng.random() < 0.5
    if read:
        body = cpp(
            """
            std::vector<uint8_t> rows;
            uint8_t row = 0;
            int x = 0;
            for (char c : art) {
              if (c == '\\n') {
                rows.push_back(row);
                row = 0;
                x = 0;
              } else {
                if (c == '@on' && x < 8) row |= 0x80 >> x;
                ++x;
              }
            }
            if (x > 0) rows.push_back(row);
            return rows;
            """.replace("'@on'", f"'{on}'")
        )

        def oracle(art: str) -> list[int]:
            lines = art.split("\n")
            lines = lines if lines[-1] else lines[:-1]
            return [int("".join("1" if c == on else "0" for c in line[:8].ljust(8, "?")), 2) for line in lines]

        return Made(
            "std::vector<uint8_t> @f(const std::string& art)",
            body,
            oracle,
            lambda r: [
                "\n".join(
                    "".join(r.choice(on + off) for _ in range(r.choice((0, 3, 8, 8, 10))))
                    for _ in range(r.randrange(0, 5))
                )
                + r.choice(("", "\n"))
            ],
            (
                f"ASCII art to 1bpp rows: per line a byte, `{on}` sets a pixel (left = bit 7), anything else clears; only the first 8 columns count, short lines are filled with 0.",
                f"Write a function that reads a letter drawn with characters. Each line of `art` gives one byte: its first character is bit 7, and a bit is 1 where the character is `{on}`. Characters from the ninth on are ignored; where a line is shorter, the bits are 0. Lines are separated by newlines; nothing behind the last newline means no further line.",
                f"How do I keep my font in a text file? Lines of up to 8 signs, `{on}` for ink, become row bytes. An empty line is 0; a final newline doesn't begin another line.",
                f"line -> byte, bit (7 - x) = (line[x] == '{on}'), x < 8",
                f"Glyphs in my sources look like pictures made of {on} and {'spaces' if off == ' ' else off}. Convert such a picture to bytes, a row each, leftmost pixel in the highest bit; what is too long is cut off.",
            ),
        )
    wide = rng.choice((1, 2))
    body = f"std::string text;\nfor (size_t i = 0; i < glyph.size(); ++i) {{\n  for (int x = 0; x < 8; ++x) text.append({wide}, glyph[i] << x & 0x80 ? '{on}' : '{off}');\n  text += '\\n';\n}}\nreturn text;"
    if wide == 1:
        body = (
            body.replace("text.append(1, ", "text += ")
            .replace(f"'{off}');\n  text", f"'{off}';\n  text")
            .replace("text += glyph[i] << x & 0x80 ?", "text += glyph[i] << x & 0x80 ?")
        )

    def show(glyph: list[int]) -> str:
        return "".join("".join((on if bit == "1" else off) * wide for bit in row) + "\n" for row in _picture(glyph))

    each = f"each pixel is {wide} character{'s' * (wide > 1)}: `{on}` if set, {'a space' if off == ' ' else f'`{off}`'} if not"
    return Made(
        f"std::string @f({BYTES} glyph)",
        body,
        show,
        lambda r: [_glyph(r, r.choice((0, 1, 4, 8)))],
        (
            f"1bpp glyph as text: a line for each byte, bit 7 left, newline after each line; {each}.",
            f"Write a function that prints a monochrome letter. Every byte is a row of eight pixels, the highest bit on the left; {each}. Each row ends with a newline.",
            f"How do I look at a font in the terminal? For every row byte eight pixels from bit 7 to bit 0; {each}; then '\\n'.",
            f"rows of 8 pixels, MSB first; {each}; newline each",
            f"For a failing test I want to see the glyph instead of numbers: {each}, one line a byte, line feed at each end.",
        ),
    )


RECIPES = (
    measure_glyphs,
    draw_string,
    pack_widths,
    fit_with_dots,
    aligned_positions,
    letter_at_pixel,
    bold_or_slanted,
    kerned_width,
    tiles_of_line,
    shift_glyph_rows,
    glyph_to_text,
)
