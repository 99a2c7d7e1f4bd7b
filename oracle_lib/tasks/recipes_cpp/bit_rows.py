"""Rows of one bit a pixel as bytes, words and 64-bit boards: turned, shifted, doubled, counted, centred, woven into 2bpp rows."""

import random
from itertools import groupby

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes
from oracle_lib.tasks.kit.pictures import some_tile

SUBJECT = "tile graphics"
VECTOR = "std::vector<uint8_t>"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _byte(r: random.Random) -> int:
    return r.choice((0, 0xFF, 0x80, 1, 0x18, r.randrange(256), r.randrange(256)))


def _rows(tile: list[int]) -> list[str]:
    return [f"{byte:08b}" for byte in tile]


def _bytes(rows: list[str]) -> list[int]:
    return [int(row, 2) for row in rows]


def woven_row_word(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    left_high = rng.random() < 0.6
    shift = "2 * x" if left_high else "14 - 2 * x"
    if back:
        body = f"int low = 0, high = 0;\nfor (int x = 0; x < 8; ++x) {{\n  int color = row >> ({shift}) & 3;\n  low |= (color & 1) << x;\n  high |= (color >> 1) << x;\n}}\nreturn low | high << 8;"
    else:
        body = f"int row = 0;\nfor (int x = 0; x < 8; ++x) row |= ((low >> x & 1) | (high >> x & 1) << 1) << ({shift});\nreturn row;"

    def weave(low: int, high: int) -> int:
        pairs = [b + a for a, b in zip(f"{low:08b}", f"{high:08b}", strict=True)]
        return int("".join(pairs if left_high else pairs[::-1]), 2)

    def part(row: int) -> int:
        text = f"{row:016b}"
        pairs = [text[at : at + 2] for at in range(0, 16, 2)]
        if not left_high:
            pairs = pairs[::-1]
        return int("".join(p[0] for p in pairs) + "".join(p[1] for p in pairs), 2)

    order = "the leftmost pixel in the highest two bits" if left_high else "the leftmost pixel in the lowest two bits"
    if back:
        asks = (
            f"Split a chunky 2bpp row (16 bits, {order}) into planes: result low byte = plane 0, high byte = plane 1, bit 7 left.",
            f"Write a function that converts a row of 8 pixels with two bits each ({order}) to the planar form of SNES tiles as a word: plane 0 (bit 0 of the colors) in the low byte, plane 1 in the high byte, in both bit 7 is the leftmost pixel.",
            f"How do I turn 8 packed 2-bit pixels in a uint16 ({order}) into plane bytes? return plane0 | plane1 << 8, MSB left",
            f"My converter has rows as 16-bit numbers, two bits a pixel, {order}. VRAM wants a word whose low byte is plane 0 and whose high byte is plane 1 (left pixel in the top bit).",
        )
    else:
        asks = (
            f"Weave two plane bytes of a 2bpp row (bit 7 left) into 16 bits, two a pixel, {order}; `low` is bit 0 of the color.",
            f"Write a function that converts a planar row of 8 pixels to packed pixels. `low` and `high` are the bytes of planes 0 and 1 (bits 0 and 1 of the color, bit 7 of a byte is the leftmost pixel). The result has two bits a pixel, {order}.",
            f"How do I interleave plane bytes into chunky 2-bit pixels? {order}; high gives the upper bit of each pair",
            f"For comparing tiles with another format I need a 2bpp row as one 16-bit number with two bits a pixel ({order}). The row comes as plane 0 (`low`) and plane 1 (`high`), leftmost pixel in bit 7.",
        )
    return Made(
        "uint16_t @f(uint16_t row)" if back else "uint16_t @f(uint8_t low, uint8_t high)",
        body,
        part if back else weave,
        (lambda r: [r.getrandbits(16)]) if back else (lambda r: [_byte(r), _byte(r)]),
        asks,
    )


def board_of_tile(rng: random.Random) -> Made:
    top_high = rng.random() < 0.5
    turn = rng.choice(("none", "right", "flip", "transpose"))
    place = {
        "none": ("y", "x"),
        "right": ("x", "7 - y"),
        "flip": ("y", "7 - x"),
        "transpose": ("x", "y"),
    }[turn]
    v, u = place
    bit = f"63 - (({v}) * 8 + {u})" if top_high else f"({v}) * 8 + {u}"
    bit = bit.replace("(y)", "y").replace("(x)", "x")
    body = f"uint64_t board = 0;\nfor (int y = 0; y < 8; ++y)\n  for (int x = 0; x < 8; ++x)\n    if (tile[y] >> (7 - x) & 1) board |= uint64_t{{1}} << ({bit});\nstd::array<uint32_t, 2> halves{{static_cast<uint32_t>(board), static_cast<uint32_t>(board >> 32)}};\nreturn halves;"

    def oracle(tile: list[int]) -> list[int]:
        rows = _rows(tile)
        columns = ["".join(c) for c in zip(*rows, strict=True)]
        shown = {
            "none": rows,
            "right": [c[::-1] for c in columns],
            "flip": [row[::-1] for row in rows],
            "transpose": columns,
        }[turn]
        text = "".join(shown)
        number = int(text if top_high else text[::-1], 2)
        return [number % 2**32, number >> 32]

    order = (
        "the upper left pixel in bit 63, then on in reading order"
        if top_high
        else "the upper left pixel in bit 0, then up in reading order"
    )
    how = {
        "none": "as it is",
        "right": "turned by 90 degrees clockwise",
        "flip": "mirrored left to right",
        "transpose": "with rows and columns exchanged",
    }[turn]
    return Made(
        f"std::array<uint32_t, 2> @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [some_tile(r, 8)],
        (
            f"1bpp 8x8 tile, {how}, as a 64-bit board ({order}); return {{lower, upper}} 32 bits.",
            f"Write a function that packs a monochrome tile (8 row bytes, bit 7 left) into 64 bits, the picture {how}: {order}. Return the lower and the upper 32 bits.",
            f"How do I make a bitboard of an 8x8 1bpp tile ({how})? {order}; result {{low word, high word}}",
            f"For fast comparisons each mask (8 bytes, top row first, MSB left) becomes one 64-bit number, {how}: {order}. I need it in two halves of 32 bits, the lower one first.",
        ),
    )


def shifted_mask(rng: random.Random) -> Made:
    wrap = rng.random() < 0.4
    if wrap:
        body = "std::vector<uint8_t> out(8);\nint n = (dx % 8 + 8) % 8;\nfor (int y = 0; y < 8; ++y) {\n  int row = mask[y] >> n | mask[y] << (8 - n);\n  out[((y + dy) % 8 + 8) % 8] = row;\n}\nreturn out;"
    else:
        body = "std::vector<uint8_t> out(8);\nfor (int y = 0; y < 8; ++y) {\n  int v = y + dy;\n  if (v < 0 || v > 7 || dx < -7 || dx > 7) continue;\n  out[v] = dx >= 0 ? mask[y] >> dx : mask[y] << -dx;\n}\nreturn out;"

    def oracle(mask: list[int], dx: int, dy: int) -> list[int]:
        spots = {(x + dx, y + dy) for y, row in enumerate(_rows(mask)) for x, bit in enumerate(row) if bit == "1"}
        if wrap:
            spots = {(x % 8, y % 8) for x, y in spots}
        return _bytes(["".join("01"[(x, y) in spots] for x in range(8)) for y in range(8)])

    edge = "wrapping around at all edges" if wrap else "pixels that leave are lost"
    return Made(
        f"{VECTOR} @f({BYTES} mask, int dx, int dy)",
        body,
        oracle,
        lambda r: [
            some_tile(r, 8),
            r.choice((0, 1, -1, 7, -8, 9, r.randrange(-12, 13))),
            r.choice((0, 1, -2, 8, r.randrange(-12, 13))),
        ],
        (
            f"Shift an 8x8 1bpp mask by dx to the right and dy down (any ints), {edge}.",
            f"Write a function that moves the picture in a monochrome tile (8 row bytes, bit 7 left) by `dx` pixels to the right and `dy` down, negative values meaning left and up; {edge}. Both may be larger than the tile.",
            f"How do I translate a 1bpp tile by (dx, dy)? signed, any size, {edge}",
            f"Nudge a glyph with the arrow keys: right dx, down dy (negative: left, up), within its 8x8 cell, {edge}. 8 bytes in, 8 out, top row first, MSB on the left.",
        ),
    )


def row_at_position(rng: random.Random) -> Made:
    xor = rng.random() < 0.4
    op = "^=" if xor else "|="
    clip = rng.random() < 0.5
    if clip:
        body = f"for (int i = 0; i < 8; ++i) {{\n  int u = x + i;\n  if ((bits >> (7 - i) & 1) && u >= 0 && u < static_cast<int>(line.size()) * 8) line[u / 8] {op} 0x80 >> u % 8;\n}}"
    else:
        body = f"line[x / 8] {op} bits >> x % 8;\nif (x % 8 != 0) line[x / 8 + 1] {op} bits << (8 - x % 8);"

    def oracle(line: list[int], bits: int, x: int) -> None:
        text = "".join(_rows(line))
        new = list(text)
        for i, bit in enumerate(f"{bits:08b}"):
            if bit == "1" and 0 <= x + i < len(text):
                new[x + i] = "10"[int(text[x + i])] if xor else "1"
        line[:] = [int("".join(new[at : at + 8]), 2) for at in range(0, len(new), 8)]

    def given(r: random.Random) -> list[object]:
        line = bytes(_byte(r) if r.random() < 0.5 else 0 for _ in range(r.randrange(1, 5)))
        x = r.randrange(-10, len(line) * 8 + 3) if clip else r.randrange(len(line) * 8 - 7)
        return [line, _byte(r), x]

    what = "invert the pixels of the line" if xor else "set the pixels of the line"
    limit = "what lies outside is cut off; x may be negative" if clip else "all 8 pixels lie inside the line"
    return Made(
        f"void @f({BUFFER} line, uint8_t bits, int x)",
        body,
        oracle,
        given,
        (
            f"{'XOR' if xor else 'OR'} 8 pixels (`bits`, bit 7 left) into a 1bpp line at pixel x; {limit}.",
            f"Write a function that draws a row of 8 pixels at any position of a monochrome line. `line` has 8 pixels a byte, bit 7 is the left one. Where `bits` (also bit 7 left) has a 1, {what} from pixel `x` on: the first bit at x, the next at x + 1 and so on; {limit}.",
            f"How do I blit an 8-bit row into a 1bpp buffer at a non-aligned x? {what} under the 1 bits; {limit}",
            f"Proportional text: a glyph row of 8 bits lands at pixel x of the line buffer, across the byte border if need be ({what} where it has ones). {limit[0].upper() + limit[1:]}.",
        ),
    )


def doubled_bits(rng: random.Random) -> Made:
    kind = rng.choice(("double", "spread", "quad"))
    if kind == "quad":
        body = (
            "uint32_t wide = 0;\nfor (int x = 0; x < 8; ++x)\n  if (row >> x & 1) wide |= 15u << 4 * x;\nreturn wide;"
        )
    elif kind == "double":
        body = "int wide = 0;\nfor (int x = 0; x < 8; ++x)\n  if (row >> x & 1) wide |= 3 << 2 * x;\nreturn wide;"
    else:
        body = f"int wide = 0;\nfor (int x = 0; x < 8; ++x)\n  if (row >> x & 1) wide |= 1 << (2 * x{' + 1' if (upper := rng.random() < 0.5) else ''});\nreturn wide;"

    def oracle(row: int) -> int:
        one = {"double": "11", "quad": "1111", "spread": "10" if kind == "spread" and upper else "01"}[kind]
        return int("".join(one if bit == "1" else "0" * len(one) for bit in f"{row:08b}"), 2)

    rule = {
        "double": "every bit is doubled",
        "quad": "every bit is repeated four times",
        "spread": f"every bit becomes two, itself as the {'upper' if kind == 'spread' and upper else 'lower'} one and a 0",
    }[kind]
    use = {
        "double": "16 pixels wide instead of 8",
        "quad": "32 bits, four a pixel (colors 0 and 15)",
        "spread": "packed pixels of two bits",
    }[kind]
    return Made(
        f"{'uint32_t' if kind == 'quad' else 'uint16_t'} @f(uint8_t row)",
        body,
        oracle,
        lambda r: [_byte(r)],
        (
            f"Widen a 1bpp row of 8 pixels: {rule}, order kept.",
            f"Write a function that widens the 8 bits of a monochrome row for {use}: {rule}; the order of the pixels stays (the highest bit of the row gives the highest bits).",
            f"How do I stretch a row byte so that {rule}? keep the order, MSB first",
            f"From 1bpp rows I make {use}: {rule}, from the top bit down. One byte in.",
        ),
    )


def longest_bit_run(rng: random.Random) -> Made:
    ones = rng.random() < 0.6
    whole = rng.random() < 0.5
    source = "line" if whole else "row"
    get = f"{source}[x / 8] >> (7 - x % 8) & 1" if whole else "row >> (7 - x) & 1"
    size = "static_cast<int>(line.size()) * 8" if whole else "8"
    place = rng.random() < 0.5
    test = f"({get})" if ones else f"!({get})"
    body = f"int best = 0, start = -1, run = 0;\nfor (int x = 0; x < {size}; ++x) {{\n  run = {test} ? run + 1 : 0;\n  if (run > best) {{\n    best = run;\n    start = x + 1 - run;\n  }}\n}}\nreturn {{start, best}};"
    if not place:
        body = f"int best = 0, run = 0;\nfor (int x = 0; x < {size}; ++x) {{\n  run = {test} ? run + 1 : 0;\n  best = std::max(best, run);\n}}\nreturn best;"

    def oracle(given_: int | list[int]) -> object:
        text = "".join(_rows(given_ if isinstance(given_, list) else [given_]))
        at = 0
        runs = []
        for bit, group in groupby(text):
            n = len(list(group))
            if bit == "01"[ones]:
                runs.append((-n, at))
            at += n
        if not runs:
            return [-1, 0] if place else 0
        return [min(runs)[1], -min(runs)[0]] if place else -min(runs)[0]

    what = "set" if ones else "clear"
    result = (
        f"{{start, length}} of the longest run of {what} pixels (the leftmost of equals; {{-1, 0}} if there is none)"
        if place
        else f"the length of the longest run of {what} pixels (0 if there is none)"
    )
    where = "a 1bpp line of any number of bytes" if whole else "a row byte of 8 pixels"
    return Made(
        f"{'std::array<int, 2>' if place else 'int'} @f({f'{BYTES} line' if whole else 'uint8_t row'})",
        body,
        oracle,
        (lambda r: [bytes(_byte(r) for _ in range(r.randrange(0, 4)))]) if whole else (lambda r: [r.randrange(256)]),
        (
            f"In {where} (bit 7 left): {result}.",
            f"Write a function that looks at {where}, in which bit 7 {'of each byte ' if whole else ''}is the leftmost pixel, and returns {result}.{' Runs go on from byte to byte.' if whole else ''}",
            f"How do I find the longest {'solid' if ones else 'empty'} stretch in {where}? MSB first{', across bytes' if whole else ''}; I need {result}",
            f"{'Collision lines' if ones else 'Free space in a line'}: given {where} (left pixel in the top bit), return {result}.",
        ),
    )


def ink_per_column(rng: random.Random) -> Made:
    rows = rng.choice((8, 16))
    kind = rng.choice(("columns", "rows", "both"))
    if kind == "both":
        body = cpp(
            """
            std::vector<int> counts(8 + glyph.size());
            for (size_t y = 0; y < glyph.size(); ++y)
              for (int x = 0; x < 8; ++x)
                if (glyph[y] >> (7 - x) & 1) {
                  ++counts[x];
                  ++counts[8 + y];
                }
            return counts;
            """
        )
    elif kind == "columns":
        body = "std::vector<int> counts(8);\nfor (uint8_t row : glyph)\n  for (int x = 0; x < 8; ++x) counts[x] += row >> (7 - x) & 1;\nreturn counts;"
    else:
        body = "std::vector<int> counts;\nfor (int row : glyph) {\n  int count = 0;\n  for (; row != 0; row &= row - 1) ++count;\n  counts.push_back(count);\n}\nreturn counts;"

    def oracle(glyph: list[int]) -> list[int]:
        texts = _rows(glyph)
        across = [sum(text[x] == "1" for text in texts) for x in range(8)]
        down = [text.count("1") for text in texts]
        return {"columns": across, "rows": down, "both": across + down}[kind]

    result = {
        "columns": "how many pixels each of the 8 columns has, from the left",
        "rows": "how many pixels each row has, from the top",
        "both": "the pixel counts of the 8 columns from the left, then those of the rows from the top",
    }[kind]
    return Made(
        f"std::vector<int> @f({BYTES} glyph)",
        body,
        oracle,
        lambda r: [b"".join(some_tile(r, 8) for _ in range(rows // 8))[: r.choice((rows, rows, 5, 0))]],
        (
            f"Projection of a 1bpp glyph 8 pixels wide (a byte a row, bit 7 left): {result}.",
            f"Write a function that returns {result}. `glyph` has a byte for each row of 8 pixels, any number of rows; bit 7 is column 0.",
            f"How do I compute the pixel profile of a letter? rows as bytes, MSB left; {result}",
            f"For recognising scanned letters I count ink: {result}. The letter is 8 pixels wide, one byte a row (any height), leftmost pixel in the highest bit.",
        ),
    )


def centred_glyph(rng: random.Random) -> Made:
    vertical = rng.random() < 0.5
    late = rng.random() < 0.5
    if vertical:
        body = f"int top = 0, bottom = 7;\nwhile (top < 8 && glyph[top] == 0) ++top;\nif (top == 8) return glyph;\nwhile (glyph[bottom] == 0) --bottom;\nint height = bottom - top + 1, start = (8 - height{' + 1' if late else ''}) / 2;\nstd::vector<uint8_t> out(8);\nfor (int y = 0; y < height; ++y) out[start + y] = glyph[top + y];\nreturn out;"
    else:
        body = f"int all = 0;\nfor (uint8_t row : glyph) all |= row;\nif (all == 0) return glyph;\nint left = 0, right = 7;\nwhile (!(all & 0x80 >> left)) ++left;\nwhile (!(all & 0x80 >> right)) --right;\nint shift = (8 - (right - left + 1){' + 1' if late else ''}) / 2 - left;\nstd::vector<uint8_t> out;\nfor (uint8_t row : glyph) out.push_back(shift >= 0 ? row >> shift : row << -shift);\nreturn out;"

    def oracle(glyph: list[int]) -> list[int]:
        lines = _rows(glyph)
        if not vertical:
            lines = ["".join(c) for c in zip(*lines, strict=True)]
        used = [i for i, line in enumerate(lines) if "1" in line]
        if not used:
            return glyph
        part = lines[used[0] : used[-1] + 1]
        free = 8 - len(part)
        before = free - free // 2 if late else free // 2
        lines = ["0" * 8] * before + part + ["0" * 8] * (free - before)
        if not vertical:
            lines = ["".join(c) for c in zip(*lines, strict=True)]
        return _bytes(lines)

    way = "vertically" if vertical else "horizontally"
    odd = {
        (True, True): "at the top",
        (True, False): "at the bottom",
        (False, True): "on the left",
        (False, False): "on the right",
    }[vertical, late]
    return Made(
        f"{VECTOR} @f({BYTES} glyph)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    [0, 0x60, 0x90, 0x90, 0x60, 0, 0, 0],
                    list(some_tile(r, 8)),
                    [b >> 3 & 0xF for b in r.randbytes(5)] + [0] * 3,
                    [0] * 8,
                    [(b & 0xE) << 4 for b in r.randbytes(8)],
                )
            )
        ],
        (
            f"Centre the ink of a 1bpp 8x8 glyph {way} in its cell; an odd free {'row' if vertical else 'column'} goes {odd}. Empty: unchanged.",
            f"Write a function that moves the picture of a letter to the middle of its 8x8 cell, {way} only. It has 8 row bytes, bit 7 left. The free {'rows' if vertical else 'columns'} on both sides of the used part become equally many; if one is left over it is {odd}. An empty letter stays.",
            f"How do I centre digits in 8x8 cells ({way})? 8 bytes, MSB left; extra {'row' if vertical else 'column'} {odd}; blank glyph as is",
            f"Icons in my font sit anywhere in their cells. Shift one {way} so that it is centred (a spare {'line' if vertical else 'column'} {odd}); nothing drawn, nothing done.",
        ),
    )


def span_mask(rng: random.Random) -> Made:
    wide = rng.choice((8, 16))
    inclusive = rng.random() < 0.5
    full = (1 << wide) - 1
    end = "x1 + 1" if inclusive else "x1"
    body = f"int a = std::clamp(x0, 0, {wide}), b = std::clamp({end}, 0, {wide});\nreturn a < b ? (0x{full:X} >> a) & ~(0x{full:X} >> b) : 0;"

    def oracle(x0: int, x1: int) -> int:
        last = x1 if inclusive else x1 - 1
        return int("".join("01"[x0 <= x <= last] for x in range(wide)), 2)

    upto = "x1, both included" if inclusive else "x1 (x1 itself not)"
    return Made(
        f"uint{wide}_t @f(int x0, int x1)",
        body,
        oracle,
        lambda r: [
            r.choice((0, -3, 1, wide - 1, r.randrange(-4, wide + 4))),
            r.choice((wide, wide - 1, 0, wide + 5, r.randrange(-4, wide + 4))),
        ],
        (
            f"Mask of {wide} pixels (highest bit = pixel 0 on the left) with pixels x0 to {upto} set; clip; 0 if empty.",
            f"Write a function that returns a row mask for {wide} pixels, the leftmost in the highest bit: 1 for every pixel from x0 to {upto}. Both may lie outside of 0 to {wide - 1}; only pixels inside count, and if there are none the mask is 0.",
            f"How do I build a bit mask for a horizontal span inside a {'byte' if wide == 8 else 'word'}, MSB left? pixels from x0 to {upto}, out-of-range ends are clipped, reversed ends give 0",
            f"For filling boxes in 1bpp rows: which bits of the {wide}-pixel row (left pixel on top) belong to the span from x0 to {upto}? Any integers, also empty spans.",
        ),
    )


def life_step(rng: random.Random) -> Made:
    wrap = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> out(8);
        auto alive = [&](int x, int y) { @edge };
        for (int y = 0; y < 8; ++y)
          for (int x = 0; x < 8; ++x) {
            int near = 0;
            for (int dy = -1; dy <= 1; ++dy)
              for (int dx = -1; dx <= 1; ++dx)
                if (dx != 0 || dy != 0) near += alive(x + dx, y + dy);
            if (near == 3 || (near == 2 && alive(x, y))) out[y] |= 0x80 >> x;
          }
        return out;
        """,
        edge="return tile[y & 7] >> (7 - (x & 7)) & 1;"
        if wrap
        else "return x >= 0 && y >= 0 && x < 8 && y < 8 && (tile[y] >> (7 - x) & 1);",
    )

    def oracle(tile: list[int]) -> list[int]:
        live = {(x, y) for y, row in enumerate(_rows(tile)) for x, bit in enumerate(row) if bit == "1"}
        around: dict[tuple[int, int], int] = {}
        for x, y in live:
            for u, v in [(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]:
                spot = (u % 8, v % 8) if wrap else (u, v)
                around[spot] = around.get(spot, 0) + 1
        born = {p for p, n in around.items() if n == 3 or (n == 2 and p in live)}
        return _bytes(["".join("01"[(x, y) in born] for x in range(8)) for y in range(8)])

    edge = (
        "the tile's edges are joined (left to right, top to bottom)"
        if wrap
        else "outside of the tile everything is dead"
    )
    return Made(
        f"{VECTOR} @f({BYTES} tile)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.getrandbits(8) & r.getrandbits(8) | (r.getrandbits(8) & r.getrandbits(8) & r.getrandbits(8))
                for _ in range(8)
            )
        ],
        (
            f"Animate a 1bpp 8x8 tile by one step of Conway's Life; {edge}.",
            f"Write a function that computes the next frame of a 'living' 8x8 pattern (8 row bytes, bit 7 left) by the rules of Life: a pixel is set afterwards if exactly three of its eight neighbours are set, or if exactly two are and it is set itself; {edge}.",
            f"How do I get one generation of the Game of Life on a monochrome tile? {edge}; bytes are rows, MSB left",
            f"My sparkle tile is generated by Life: 3 neighbours make a pixel live, 2 keep it, everything else is dark; {edge}. One step, 8 bytes in and out.",
        ),
    )


def runs_of_rows(rng: random.Random) -> Made:
    kind = rng.choice(("or", "edges", "fill"))
    if kind == "fill":
        body = "for (uint8_t& row : rows) {\n  if (row == 0) continue;\n  int left = 0, right = 0;\n  while (!(row & 0x80 >> left)) ++left;\n  while (!(row >> right & 1)) ++right;\n  row = 0xFF >> left & 0xFF << right;\n}"
    elif kind == "edges":
        body = "for (uint8_t& row : rows) row &= ~(row >> 1);"
    else:
        body = "for (uint8_t& row : rows) row |= row >> 1 | row >> 2;"

    def oracle(rows: list[int]) -> None:
        out = []
        for text in _rows(rows):
            if kind == "fill":
                inner = text.strip("0")
                left = len(text) - len(text.lstrip("0"))
                new = text[:left] + "1" * len(inner) + text[left + len(inner) :]
            elif kind == "edges":
                new = "".join(
                    "1" if bit == "1" and (i == 0 or text[i - 1] == "0") else "0" for i, bit in enumerate(text)
                )
            else:
                new = "".join("01"["1" in text[max(0, i - 2) : i + 1]] for i in range(8))
            out.append(new)
        rows[:] = _bytes(out)

    rule = {
        "fill": "all pixels between the leftmost and the rightmost set one become set",
        "edges": "only those set pixels stay that are the left end of a run",
        "or": "every set pixel also sets the two pixels to its right (within the byte)",
    }[kind]
    name = {"fill": "solid silhouettes", "edges": "left edges", "or": "bold letters"}[kind]
    return Made(
        f"void @f({BUFFER} rows)",
        body,
        oracle,
        lambda r: [bytes(_byte(r) & r.choice((0xFF, 0x5A, 0x7E)) for _ in range(r.choice((0, 1, 5, 8, 8))))],
        (
            f"1bpp rows (a byte each, bit 7 left), in place: {rule}.",
            f"Write a function that makes {name} of a monochrome picture 8 pixels wide. In each byte (a row, bit 7 is the left pixel) {rule}; rows don't affect each other.",
            f"How do I get {name} from 1bpp row bytes with bit operations? per row, MSB left: {rule}",
            f"Preprocessing for {'hit boxes' if kind == 'fill' else 'effects on fonts'}: in every row byte (left pixel on top) {rule}. Change the buffer.",
        ),
    )


RECIPES = (
    woven_row_word,
    board_of_tile,
    shifted_mask,
    row_at_position,
    doubled_bits,
    longest_bit_run,
    ink_per_column,
    centred_glyph,
    span_mask,
    life_step,
    runs_of_rows,
)
