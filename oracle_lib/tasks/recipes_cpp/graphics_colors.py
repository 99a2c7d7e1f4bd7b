"""Palettes in BGR555: other consoles' colors, sorted and similar colors, color math, merged and matched palettes, checks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


SAID = "red is in bits 0-4 of a color, green in bits 5-9, blue in bits 10-14"


def _rgb(color: int) -> list[int]:
    """Red, green and blue from the binary digits."""
    digits = f"{color & 0x7FFF:015b}"
    return [int(digits[10:], 2), int(digits[5:10], 2), int(digits[:5], 2)]


def _bgr(red: int, green: int, blue: int) -> int:
    return int(f"{blue:05b}{green:05b}{red:05b}", 2)


def _color(r: random.Random) -> int:
    return r.choice((r.randrange(0x8000), r.randrange(0x8000), 0, 0x7FFF, _bgr(r.randrange(32), 0, 31)))


def _palette(r: random.Random, most: int = 8, least: int = 0) -> list[int]:
    return [_color(r) for _ in range(r.randrange(least, most + 1))]


def sort_palette(rng: random.Random) -> Made:
    key = rng.choice(("sum", "luma", "green"))
    down = rng.random() < 0.4
    keep = rng.random() < 0.6
    value = {
        "sum": "(c & 31) + (c >> 5 & 31) + (c >> 10 & 31)",
        "luma": "2 * (c & 31) + 5 * (c >> 5 & 31) + (c >> 10 & 31)",
        "green": "c >> 5 & 31",
    }[key]
    start = "palette.begin() + 1" if keep else "palette.begin()"
    body = f"auto key = [](int c) {{ return {value}; }};\n{'if (palette.empty()) return;' if keep else ''}\nstd::stable_sort({start}, palette.end(), [&](int a, int b) {{ return key(a) {'>' if down else '<'} key(b); }});".replace(
        "\n\n", "\n"
    )

    def oracle(palette: list[int]) -> None:
        weights = {"sum": (1, 1, 1), "luma": (2, 5, 1), "green": (0, 1, 0)}[key]
        rest = palette[1:] if keep else palette[:]
        ranked = [
            (sum(a * b for a, b in zip(weights, _rgb(color), strict=True)) * (-1 if down else 1), i, color)
            for i, color in enumerate(rest)
        ]
        palette[:] = palette[: 1 if keep else 0] + [color for _, _, color in sorted(ranked)]

    measure = {"sum": "red + green + blue", "luma": "2 * red + 5 * green + blue", "green": "green"}[key]
    order = "descending" if down else "ascending"
    zero = "Entry 0 stays in front. " if keep else ""
    return Made(
        f"void @f({WORD_BUFFER} palette)",
        body,
        oracle,
        lambda r: [
            [
                _color(r) if r.random() < 0.7 else _bgr(r.randrange(3), r.randrange(3), r.randrange(3))
                for _ in range(r.randrange(0, 8))
            ]
        ],
        (
            f"Sort BGR555 colors by {measure}, {order}, stable{'; entry 0 stays' if keep else ''}.",
            f"Write a function that sorts a palette in place by {measure} (5-bit channels; {SAID}), {order}. Colors with equal values keep their order. {zero}".strip(),
            f"How do I order palette entries {'from bright to dark' if down else 'from dark to bright'}? Key: {measure} of each 15-bit color. Keep the order of equals. {zero}".strip(),
            f"stable sort, {order}, key = {measure} (r = c & 31, g = c >> 5 & 31, b = c >> 10 & 31){'; c[0] untouched' if keep else ''}",
            f"My palette window has a button that arranges the colors by {measure}, {order}. What is equal must not change places. {zero}".strip(),
        ),
    )


def color_math(rng: random.Random) -> Made:
    add = rng.random() < 0.5
    half = rng.random() < 0.5
    op = "+" if add else "-"
    limit = "std::min(31, VALUE)" if add else "std::max(0, VALUE)"
    value = f"(main >> shift & 31) {op} (sub >> shift & 31)"
    if half:
        value = f"({value}) / 2" if add else f"std::max(0, {value}) / 2"
    whole = limit.replace("VALUE", value) if not half else value
    many = rng.random() < 0.5
    core = f"int out = 0;\nfor (int shift = 0; shift <= 10; shift += 5) out |= ({whole}) << shift;\nreturn out;"
    if many:
        core = f"for (uint16_t& main : colors) {{\n  int out = 0;\n  for (int shift = 0; shift <= 10; shift += 5) out |= ({whole}) << shift;\n  main = out;\n}}"

    def mix(a: int, b: int) -> int:
        out = []
        for x, y in zip(_rgb(a), _rgb(b), strict=True):
            raw = x + y if add else max(x - y, 0)
            out.append(raw // 2 if half else min(raw, 31))
        return _bgr(*out)

    def oracle(colors: list[int], sub: int) -> None:
        colors[:] = [mix(color, sub) for color in colors]

    rule = f"{'sum' if add else 'difference main - sub'} of each channel{', at least 0' if not add else ''}{', then halved (rounded down)' if half else ', at most 31' if add else ''}"
    return Made(
        f"void @f({WORD_BUFFER} colors, uint16_t sub)" if many else "uint16_t @f(uint16_t main, uint16_t sub)",
        core,
        oracle if many else mix,
        (lambda r: [_palette(r), _color(r)]) if many else (lambda r: [_color(r), _color(r)]),
        (
            f"Color math of the PPU on BGR555{' for a list of main screen colors' if many else ''}: {rule}. Bit 15 of the result is 0.",
            f"Write a function that computes what the SNES shows with color {'addition' if add else 'subtraction'}{' and half result' if half else ''}: for red, green and blue separately the {rule}. {SAID[0].upper() + SAID[1:]}.{' `colors` are the main colors and become the results.' if many else ''} Bit 15 comes out as 0.",
            f"How do I preview a {'transparent' if half and add else 'lightened' if add else 'darkened'} layer? {'Every color in `colors`' if many else '`main`'} meets the subscreen color `sub`: {rule} (5 bits each, bit 15 cleared).",
            f"each channel: {('(m + s)' if add else 'max(m - s, 0)') + ('/ 2' if half else '') if half or not add else 'min(m + s, 31)'}{', for all colors in place' if many else ''}",
            f"CGADSUB is set to {'add' if add else 'subtract'}{' with the half bit' if half else ''}. {'Give me the resulting palette in place of `colors`' if many else 'Which color comes out'}: {rule}; 15 bits, no bleeding between channels.",
        ),
    )


def html_color(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    short = rng.random() < 0.4
    round_up = rng.random() < 0.4
    bad = "std::nullopt" if strict else "-1"
    conv = "(v * 31 + 127) / 255" if round_up else "v >> 3"
    body = cpp(
        """
        if (text.size() != 7@short || text[0] != '#') return @bad;
        int digits = (text.size() - 1) / 3, color = 0;
        for (int i = 0; i < 3; ++i) {
          int v = 0;
          for (int j = 0; j < 2; ++j) {
            char c = text[1 + i * digits + j % digits];
            if (!isxdigit(static_cast<unsigned char>(c))) return @bad;
            v = v * 16 + (c <= '9' ? c - '0' : (c & 0xDF) - 'A' + 10);
          }
          color |= @conv << 5 * i;
        }
        return color;
        """,
        short=" && text.size() != 4" if short else "",
        bad=bad,
        conv=f"({conv})",
    )
    if not short:
        body = body.replace("int digits = (text.size() - 1) / 3, color = 0;", "int color = 0;").replace(
            "1 + i * digits + j % digits", "1 + i * 2 + j"
        )

    def oracle(text: str) -> int | None:
        wrong = None if strict else -1
        if (
            text[:1] != "#"
            or len(text) not in ((4, 7) if short else (7,))
            or set(text[1:]) - set("0123456789abcdefABCDEF")
        ):
            return wrong
        digits = text[1:] if len(text) == 7 else "".join(2 * one for one in text[1:])
        values = [int(digits[i : i + 2], 16) for i in (0, 2, 4)]
        return _bgr(*[int(v * 31 / 255 + 0.5) if round_up else v // 8 for v in values])

    def given(r: random.Random) -> list[str]:
        full = f"#{r.randrange(1 << 24):06x}"
        return [
            r.choice(
                (full, full, full.upper(), "#FFFFFF", f"#{r.randrange(4096):03X}", full[1:], full + "0", "#12345G", "")
            )
        ]

    forms = "#RRGGBB or the short #RGB (each digit stands for two equal ones)" if short else "#RRGGBB"
    how = (
        "each channel is value * 31 / 255, rounded to the nearest"
        if round_up
        else "each channel keeps its upper five bits"
    )
    wrong = "std::nullopt" if strict else "-1"
    return Made(
        f"{'std::optional<uint16_t>' if strict else 'int'} @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"{forms.partition(' or')[0]}{' / #RGB' if short else ''} text to BGR555 ({how}); anything else: {wrong}.",
            f"Write a function that parses a color as web pages write it, {forms}, hexadecimal digits of either case, and returns the SNES color: {SAID}; {how}. Text of another form gives {wrong}.",
            f"How do I paste a hex color code into a palette editor? {forms} becomes a 15-bit word with red lowest; {how}. If the text isn't such a code return {wrong}.",
            f"'{forms.split()[0]}' -> b << 10 | g << 5 | r; {how}; malformed -> {wrong}",
            f"The color field accepts {forms}. I store BGR555, where {how}. A wrong length, a missing # or a letter that is no hex digit means {wrong}.",
        ),
    )


def closest_pair(rng: random.Random) -> Made:
    far = rng.random() < 0.3
    give = rng.choice(("pair", "distance"))
    body = cpp(
        """
        int best = -1, first = -1, second = -1;
        for (int i = 0; i < static_cast<int>(palette.size()); ++i)
          for (int j = i + 1; j < static_cast<int>(palette.size()); ++j) {
            int distance = 0;
            for (int shift = 0; shift <= 10; shift += 5) distance += std::abs((palette[i] >> shift & 31) - (palette[j] >> shift & 31));
            if (best < 0 || distance @op best) {
              best = distance;
              first = i;
              second = j;
            }
          }
        return @result;
        """,
        op=">" if far else "<",
        result="{first, second}" if give == "pair" else "best",
    )
    if give == "distance":
        body = body.replace("int best = -1, first = -1, second = -1;", "int best = -1;").replace(
            " {\n        best = distance;\n        first = i;\n        second = j;\n      }\n    }",
            " best = distance;\n    }",
        )
        body = body.replace(
            " {\n      best = distance;\n      first = i;\n      second = j;\n    }", " best = distance;"
        )

    def oracle(palette: list[int]) -> object:
        ranked = []
        for j, two in enumerate(palette):
            for i, one in enumerate(palette[:j]):
                gap = sum(abs(a - b) for a, b in zip(_rgb(one), _rgb(two), strict=True))
                ranked.append((-gap if far else gap, i, j))
        if not ranked:
            return [-1, -1] if give == "pair" else -1
        gap, i, j = min(ranked)
        return [i, j] if give == "pair" else abs(gap)

    which = "most different" if far else "most similar"
    result = (
        "{i, j} with i < j; of equal pairs the one with the lowest i, then the lowest j; {-1, -1} if there are fewer than two colors"
        if give == "pair"
        else "their distance, -1 if there are fewer than two colors"
    )
    return Made(
        f"{'std::array<int, 2>' if give == 'pair' else 'int'} @f({WORDS} palette)",
        body,
        oracle,
        lambda r: [_palette(r, 6)],
        (
            f"The two {which} colors (BGR555, sum of absolute channel differences): return {result}.",
            f"Write a function that finds the two {which} entries of a palette. The distance of two colors is the sum of the absolute differences of their red, green and blue; {SAID}. Return {result}.",
            f"How do I {'measure the contrast' if far else 'save a palette entry by merging colors'}? Look at all pairs of entries: distance |dr| + |dg| + |db|. I want for the {which} ones {result}.",
            f"{'max' if far else 'min'} over i < j of |dr| + |dg| + |db| -> {result}",
            f"My palette has {'to be readable' if far else 'one color too many'}: for the pair of {which} entries (channel differences added, 5 bits each) tell me {result}.",
        ),
    )


def tint_palette(rng: random.Random) -> Made:
    shift = rng.choice((5, 4, 3))
    one = 1 << shift
    keep = rng.random() < 0.5
    body = cpp(
        """
        for (size_t i = @first; i < palette.size(); ++i) {
          int r = std::min(31, (palette[i] & 31) * red / @one);
          int g = std::min(31, (palette[i] >> 5 & 31) * green / @one);
          int b = std::min(31, (palette[i] >> 10 & 31) * blue / @one);
          palette[i] = b << 10 | g << 5 | r;
        }
        """,
        first=int(keep),
        one=one,
    )

    def oracle(palette: list[int], red: int, green: int, blue: int) -> None:
        for i, color in enumerate(palette):
            if i or not keep:
                parts = [min(31, c * f // one) for c, f in zip(_rgb(color), (red, green, blue), strict=True)]
                palette[i] = _bgr(*parts)

    zero = " Entry 0 stays as it is." if keep else ""
    return Made(
        f"void @f({WORD_BUFFER} palette, int red, int green, int blue)",
        body,
        oracle,
        lambda r: [
            _palette(r, 6, 1),
            r.choice((0, one, one // 2, 2 * one)),
            r.choice((0, one, one // 2, r.randrange(2 * one))),
            r.choice((one, r.randrange(2 * one))),
        ],
        (
            f"Tint a BGR555 palette: each channel times its factor / {one}, rounded down, at most 31.{zero}",
            f"Write a function that colors a palette, e.g. for sunset or under water. Multiply red by `red`, green by `green` and blue by `blue`, where {one} means unchanged (divide by {one} and round down); values above 31 become 31. {SAID[0].upper() + SAID[1:]}, bit 15 ends as 0.{zero}",
            f"How do I apply a color filter to SNES colors? Factors are in {one}ths for r, g, b (not negative, may exceed {one}); truncate, saturate at 31.{zero}",
            f"c' = min(31, c * factor / {one}) for r, g, b of every entry{' but the first' if keep else ''}, in place",
            f"At dusk the whole palette of my village turns orange: three factors in steps of 1/{one}, one a channel, floor, and no channel above 31.{zero}",
        ),
    )


def copy_palette_line(rng: random.Random) -> Made:
    size = rng.choice((16, 16, 4))
    bytewise = rng.random() < 0.5
    skip = rng.random() < 0.5
    head = f"size_t first = line * {size};\n"
    limit = f"std::min<size_t>({size}, colors.size())"
    start = 1 if skip else 0
    if bytewise:
        body = f"{head}for (size_t i = {start}; i < {limit}; ++i) {{\n  cgram[(first + i) * 2] = colors[i] & 0xFF;\n  cgram[(first + i) * 2 + 1] = colors[i] >> 8 & 0x7F;\n}}"
    else:
        body = f"{head}for (size_t i = {start}; i < {limit}; ++i) cgram[first + i] = colors[i] & 0x7FFF;"

    def oracle(cgram: list[int], colors: list[int], line: int) -> None:
        words = (
            [low | high << 8 for low, high in zip(cgram[::2], cgram[1::2], strict=True)] if bytewise else list(cgram)
        )
        new = [color % 0x8000 for color in colors[:size]]
        if new:
            at = size * line
            old = words[at]
            words[at : at + len(new)] = new
            if skip:
                words[at] = old
        cgram[:] = [byte for word in words for byte in word.to_bytes(2, "little")] if bytewise else words

    transparent = "; the line's color 0 is transparent and keeps its value (colors[0] is not used)" if skip else ""
    what = "bytes, low byte first" if bytewise else "words"
    lines = 256 // size
    return Made(
        f"void @f({BUFFER if bytewise else WORD_BUFFER} cgram, {WORDS} colors, int line)",
        body,
        oracle,
        lambda r: [
            r.randbytes(512) if bytewise else [r.getrandbits(16) for _ in range(256)],
            [r.getrandbits(16) for _ in range(r.choice((0, 3, size, size + 2)))],
            r.choice((0, lines - 1, r.randrange(lines if size == 16 else 8))),
        ],
        (
            f"Load `colors` into palette line `line` ({size} colors each) of a CGRAM image ({what}){transparent}. Clear bit 15. Colors beyond the line are dropped; missing ones leave CGRAM as it is.",
            f"Write a function that puts a palette into CGRAM. `cgram` has 256 colors as {what}. The palette goes to the {size} colors from number line * {size} on{transparent}. If `colors` is shorter than {size}, the rest of the line stays; if it is longer, its surplus is ignored. Bit 15 of a color is stored as 0.",
            f"How do I set palette number `line` in my copy of CGRAM? {size} colors a line, {what}{transparent}. At most {size} colors are taken, bit 15 is removed.",
            f"cgram[{size} * line + i] = colors[i] & $7FFF, {start} <= i < min({size}, count){'; LE bytes' if bytewise else ''}",
            f"When the user picks another palette for the sprite preview, its colors replace line `line` of the {512 if bytewise else 256}-{'byte' if bytewise else 'word'} CGRAM buffer ({size} entries a line{transparent}). No color may have bit 15 set; too many colors are cut off, too few leave the others.",
        ),
    )


def add_to_palette(rng: random.Random) -> Made:
    size = rng.choice((16, 8, 4))
    first = rng.choice((0, 1))
    body = cpp(
        """
        std::vector<int> places;
        for (uint16_t color : colors) {
          auto found = std::find(palette.begin() + @first, palette.end(), color);
          if (found != palette.end()) {
            places.push_back(found - palette.begin());
          } else if (palette.size() < @size) {
            places.push_back(palette.size());
            palette.push_back(color);
          } else {
            places.push_back(-1);
          }
        }
        return places;
        """,
        first=first,
        size=size,
    ).replace("palette.begin() + 0,", "palette.begin(),")

    def oracle(palette: list[int], colors: list[int]) -> list[int]:
        places = []
        for color in colors:
            known = {one: i for i, one in reversed(list(enumerate(palette))) if i >= first}
            if color not in known and len(palette) < size:
                known[color] = len(palette)
                palette += [color]
            places.append(known.get(color, -1))
        return places

    def given(r: random.Random) -> list[object]:
        pool = r.sample(range(0x8000), 6)
        have = [r.choice(pool) for _ in range(r.choice((1, 2, size - 1, size)))]
        return [have, [r.choice((*pool, _color(r))) for _ in range(r.randrange(0, 6))]]

    zero = ", which must not be entry 0 (transparent)," if first else ""
    return Made(
        f"std::vector<int> @f({WORD_BUFFER} palette, {WORDS} colors)",
        body,
        oracle,
        given,
        (
            f"Merge `colors` into a palette of up to {size}: reuse an equal entry{' (never entry 0)' if first else ''}, else append while there is room. Return each color's index, -1 if it didn't fit.",
            f"Write a function that makes room for the colors of an imported tile. For each color in turn: if `palette` has an equal entry{zero} its index (the lowest) is the result; otherwise the color is added at the end, as long as the palette has fewer than {size} entries; if it is full the result is -1. The palette is never empty. Return the results in order.",
            f"How do I combine two SNES palettes into one of {size} colors? I need a table that says where each of the new colors ended up: an existing equal entry{zero} or a new one at the end. -1: no space left.",
            f"for c in colors: index of c in palette{'[1..]' if first else ''}, or append if size < {size}, or -1",
            f"Two sprites shall share one palette line of {size}. `palette` (not empty) has the first one's colors; add those of the second that are missing{', entry 0 not counting as a match' if first else ''}, and give me its renumbering table with -1 for colors that no longer fit.",
        ),
    )


def match_palettes(rng: random.Random) -> Made:
    pixels = rng.random() < 0.5
    keep = rng.choice(("keep", "zero"))
    other = "0" if keep == "zero" else "PIXEL"
    if pixels:
        body = cpp(
            """
            for (uint8_t& pixel : pixels) {
              if (pixel >= from.size()) continue;
              auto found = std::find(to.begin(), to.end(), from[pixel]);
              pixel = found != to.end() ? found - to.begin() : @other;
            }
            """,
            other=other.replace("PIXEL", "pixel"),
        )
    else:
        body = cpp(
            """
            std::vector<int> table;
            for (size_t i = 0; i < from.size(); ++i) {
              auto found = std::find(to.begin(), to.end(), from[i]);
              table.push_back(found != to.end() ? static_cast<int>(found - to.begin()) : @other);
            }
            return table;
            """,
            other="-1",
        )

    def remap(pixels_: list[int], old: list[int], new: list[int]) -> None:
        for i, pixel in enumerate(pixels_):
            if pixel in range(len(old)):
                pixels_[i] = new.index(old[pixel]) if old[pixel] in new else (0 if keep == "zero" else pixel)

    def table(old: list[int], new: list[int]) -> list[int]:
        return [([*new, color].index(color) + 1) % (len(new) + 1) - 1 for color in old]

    def given(r: random.Random) -> list[object]:
        pool = r.sample(range(0x8000), 7)
        old, new = (
            [r.choice(pool) for _ in range(r.randrange(1, 7))],
            [r.choice(pool) for _ in range(r.randrange(0, 7))],
        )
        return [*([[r.randrange(len(old) + 1) for _ in range(r.randrange(1, 10))]] if pixels else []), old, new]

    missing = "becomes 0" if keep == "zero" else "keeps its number"
    asks = (
        (
            f"Change pixels (palette indexes) from palette `from` to `to`: same color, lowest index; a color that `to` lacks {missing.replace('becomes 0', 'gives 0').replace('keeps its number', 'leaves the pixel as it is')}. Pixels beyond `from` stay.",
            f"Write a function that adapts an indexed image to another palette. Every pixel is an index into `from`; it becomes the index of an equal color in `to`, the lowest if there are several. If `to` has no such color, the pixel {missing}. A pixel that is no valid index into `from` stays as it is.",
            f"How do I keep the look of a sprite when its palette gets reordered? Pixel p -> first position of from[p] in `to`; not there: it {missing}. p >= from.size(): no change.",
            f"p' = first i with to[i] == from[p], else {'0' if keep == 'zero' else 'p'}; p outside of from: p",
            f"The artist sorted the palette, the pixels still mean the old one (`from`). Renumber them in place for the new one (`to`); where a color was deleted, the pixel {missing}, and numbers that never were valid are left.",
        )
        if pixels
        else (
            "For each color of `from` its lowest index in `to`, -1 if it isn't there.",
            "Write a function that makes a translation table between two palettes: for every entry of `from`, the index of the first entry of `to` with the same 16-bit value, or -1 where there is none.",
            "How do I find out how a palette was reordered? Old entries in `from`, new ones in `to`; I need a table old index -> new index (first match; -1: gone).",
            "table[i] = first j with to[j] == from[i], else -1",
            "To renumber pixels after sorting a palette I want the new position of each old color, the first one if it occurs twice, and -1 for colors that were thrown out.",
        )
    )
    return Made(
        f"void @f({BUFFER} pixels, {WORDS} from, {WORDS} to)"
        if pixels
        else f"std::vector<int> @f({WORDS} from, {WORDS} to)",
        body,
        remap if pixels else table,
        given,
        asks,
    )


def rotate_channels(rng: random.Random) -> Made:
    order = rng.choice(((1, 2, 0), (2, 0, 1), (2, 1, 0), (0, 2, 1), (1, 0, 2)))
    names = ("red", "green", "blue")
    part = ("(color & 31)", "(color >> 5 & 31)", "(color >> 10 & 31)")
    body = f"for (int i = first; i < first + count && i < static_cast<int>(palette.size()); ++i) {{\n  int color = palette[i];\n  palette[i] = {part[order[0]]} | {part[order[1]]} << 5 | {part[order[2]]} << 10;\n}}"

    def oracle(palette: list[int], first: int, count: int) -> None:
        for i, color in enumerate(palette):
            if 0 <= i - first < count:
                parts = _rgb(color)
                palette[i] = _bgr(*[parts[n] for n in order])

    said = ", ".join(f"new {name} = old {names[order[i]]}" for i, name in enumerate(names))
    return Made(
        f"void @f({WORD_BUFFER} palette, int first, int count)",
        body,
        oracle,
        lambda r: [_palette(r, 8, 1), r.choice((0, 1, 3, 9)), r.choice((0, 1, 4, 20))],
        (
            f"Recolor palette entries first .. first + count - 1 by exchanging channels (BGR555): {said}. Stop at the palette's end; bit 15 to 0.",
            f"Write a function that permutes the color channels of a part of a palette: {said}. {SAID[0].upper() + SAID[1:]}; bit 15 becomes 0. It concerns `count` entries from `first` on, as far as they exist; the others stay.",
            f"How do I get a differently colored enemy from the same palette? Swap channels in a range of 15-bit colors: {said}. Entries outside of the palette are no error, just nothing.",
            f"{said}; i = first .. first + count - 1, i < size; in place",
            f"Palette swap for player 2: {said}, but only for `count` colors starting with number `first` (clipped to the palette). A changed color has bit 15 clear.",
        ),
    )


def genesis_colors(rng: random.Random) -> Made:
    source = rng.choice(("Mega Drive", "Game Gear", "RGB565", "NeoGeo-like", "12-bit RGB"))
    big = rng.random() < 0.4
    data = rng.random() < 0.5
    layouts = {
        "Mega Drive": ("0000BBB0GGG0RRR0", 3, (1, 5, 9)),
        "Game Gear": ("0000BBBBGGGGRRRR", 4, (0, 4, 8)),
        "RGB565": ("RRRRRGGGGGGBBBBB", 5, (11, 6, 0)),
        "NeoGeo-like": ("xBBBBBRRRRRGGGGG", 5, (5, 0, 10)),
        "12-bit RGB": ("0000RRRRGGGGBBBB", 4, (8, 4, 0)),
    }
    picture, bits, places = layouts[source]
    grow = {3: "V << 2 | V >> 1", 4: "V << 1 | V >> 3", 5: "V"}[bits]
    lines = [
        f"int {name} = w >> {place} & {(1 << bits) - 1};".replace("w >> 0 &", "w &")
        for name, place in zip("rgb", places, strict=True)
    ]
    result = " | ".join(
        f"({grow.replace('V', name)}){shift}" for name, shift in zip("rgb", ("", " << 5", " << 10"), strict=True)
    )
    if bits == 5:
        result = result.replace("(r)", "r").replace("(g)", "g").replace("(b)", "b")
    inner = "\n  ".join(lines)
    word = "data[at] << 8 | data[at + 1]" if big else "data[at] | data[at + 1] << 8"
    if data:
        body = f"std::vector<uint16_t> out;\nfor (size_t at = 0; at + 1 < data.size(); at += 2) {{\n  int w = {word};\n  {inner}\n  out.push_back({result});\n}}\nreturn out;"
    else:
        body = "\n".join(lines) + f"\nreturn {result};"

    def convert(w: int) -> int:
        digits = f"{w:016b}"
        out = []
        for letter in "RGB":
            value = "".join(digit for digit, sign in zip(digits, picture, strict=True) if sign == letter)[:bits]
            out.append(int((value + value)[:5], 2))
        return _bgr(*out)

    def all_of(data_: list[int]) -> list[int]:
        return [
            convert(int.from_bytes(bytes(data_[i : i + 2]), "big" if big else "little"))
            for i in range(0, len(data_) - 1, 2)
        ]

    widen = {
        3: "three bits abc become abcab",
        4: "four bits abcd become abcda",
        5: "five bits stay" if source != "RGB565" else "green loses its lowest bit, the others stay",
    }[bits]
    stored = f" ({'big' if big else 'little'}-endian words, an odd last byte ignored)" if data else ""
    name = source if source != "NeoGeo-like" else "arcade board"
    return Made(
        f"std::vector<uint16_t> @f({BYTES} data)" if data else "uint16_t @f(uint16_t w)",
        body,
        all_of if data else convert,
        (lambda r: [r.randbytes(r.randrange(0, 12))])
        if data
        else (lambda r: [r.choice((r.getrandbits(16), r.getrandbits(16), 0, 0xFFFF))]),
        (
            f"{name} color{'s' if data else ''} %{picture} to BGR555{stored}; {widen}.",
            f"Write a function that converts {'a palette' if data else 'a color'} of the format {picture} ({name}; highest bit first){stored} for the SNES, where {SAID}. As to the depth, {widen}. Bits that are no color do not matter.",
            f"How do I use {name} palettes on the SNES? There a color is {picture}{stored}, here 0BBBBBGGGGGRRRRR. When scaling a channel to 5 bits {widen}.",
            f"{picture} -> 0BBBBBGGGGGRRRRR; {widen}{'; ' + stored.strip(' ()') if stored else ''}",
            f"Porting art from {'an' if name[0] == 'a' else 'the' if name in ('Mega Drive', 'Game Gear') else 'a file with'} {name}{' colors' if name in ('RGB565', '12-bit RGB') else ''}: {'its color words' if data else 'a color word'}, {picture}{stored}, to {'CGRAM words' if data else 'a CGRAM word'}; {widen}.",
        ),
    )


def dominant_channel(rng: random.Random) -> Made:
    what = rng.choice(("counts", "grays"))
    margin = rng.choice((0, 1, 2, 4))
    if what == "grays":
        body = cpp(
            """
            std::vector<int> places;
            for (size_t i = 0; i < palette.size(); ++i) {
              int r = palette[i] & 31, g = palette[i] >> 5 & 31, b = palette[i] >> 10 & 31;
              if (std::max({r, g, b}) - std::min({r, g, b}) <= @margin) places.push_back(i);
            }
            return places;
            """,
            margin=margin,
        )
        wanted = f"the indexes of all gray entries: those whose largest and smallest channel differ by {'nothing' if margin == 0 else f'at most {margin}'}"
    else:
        body = cpp(
            """
            std::vector<int> counts(4);
            for (int c : palette) {
              int r = c & 31, g = c >> 5 & 31, b = c >> 10 & 31;
              if (r > g && r > b) ++counts[0];
              else if (g > r && g > b) ++counts[1];
              else if (b > r && b > g) ++counts[2];
              else ++counts[3];
            }
            return counts;
            """
        )
        wanted = "four counts: the colors in which red is larger than both others, likewise green, likewise blue, and the remaining ones"

    def oracle(palette: list[int]) -> list[int]:
        spans = [sorted(_rgb(color)) for color in palette]
        if what == "grays":
            return [i for i, one in enumerate(spans) if one[2] <= one[0] + margin]
        counts = [0, 0, 0, 0]
        for color, one in zip(palette, spans, strict=True):
            counts[_rgb(color).index(one[2]) if one[2] != one[1] else 3] += 1
        return counts

    def given(r: random.Random) -> list[object]:
        out = []
        for _ in range(r.randrange(0, 8)):
            base = r.randrange(27)
            out.append(r.choice((_color(r), _bgr(base, base + r.randrange(6), base), _bgr(base, base, base))))
        return [out]

    return Made(
        f"std::vector<int> @f({WORDS} palette)",
        body,
        oracle,
        given,
        (
            f"Classify BGR555 colors: return {wanted}.",
            f"Write a function that analyses a palette and returns {wanted}. {SAID[0].upper() + SAID[1:]}.",
            f"How do I tell {'gray' if what == 'grays' else 'reddish, greenish and bluish'} entries of an SNES palette apart? The result is {wanted}.",
            f"{'max(r, g, b) - min(r, g, b) <= ' + str(margin) + ' -> index' if what == 'grays' else '#{r > g, b}, #{g > r, b}, #{b > r, g}, #rest'} over all colors",
            f"For a hue filter in the palette list I need {wanted}. 5 bits a channel, bit 15 means nothing.",
        ),
    )


def palette_text(rng: random.Random) -> Made:
    form = rng.choice(("JASC", "GPL", "asar", "C"))
    scale = "(V << 3 | V >> 2)" if rng.random() < 0.6 else "(V << 3)"
    full = "V >> 2" in scale
    r8, g8, b8 = (scale.replace("V", f"({part})") for part in ("color & 31", "color >> 5 & 31", "color >> 10 & 31"))
    head, line, tail = {
        "JASC": (
            'std::string text = "JASC-PAL\\n0100\\n" + std::to_string(palette.size()) + "\\n";',
            f'text += std::to_string({r8}) + " " + std::to_string({g8}) + " " + std::to_string({b8}) + "\\n";',
            "",
        ),
        "GPL": (
            'std::string text = "GIMP Palette\\n";',
            f'snprintf(line, sizeof line, "%3d %3d %3d\\n", {r8}, {g8}, {b8});\n  text += line;',
            "",
        ),
        "asar": (
            'std::string text = "dw ";',
            'snprintf(line, sizeof line, "%s$%04X", text.size() > 3 ? "," : "", color);\n  text += line;',
            "",
        ),
        "C": (
            "std::string text;",
            f'snprintf(line, sizeof line, "0x%02X%02X%02X,\\n", {r8}, {g8}, {b8});\n  text += line;',
            "",
        ),
    }[form]
    buffer = "char line[32];\n" if "line" in line else ""
    body = f"{head}\n{buffer}for (int color : palette) {{\n  {line}\n}}\nreturn text;{tail}"

    def oracle(palette: list[int]) -> str:
        if form == "asar":
            return "dw " + ",".join(f"${color:04X}" for color in palette)
        rgb = [[8 * part + (part // 4 if full else 0) for part in _rgb(color)] for color in palette]
        lines = {
            "JASC": [f"{a} {b} {c}" for a, b, c in rgb],
            "GPL": [f"{a:>3} {b:>3} {c:>3}" for a, b, c in rgb],
            "C": [f"0x{65536 * a + 256 * b + c:06X}," for a, b, c in rgb],
        }[form]
        top = {"JASC": ["JASC-PAL", "0100", str(len(palette))], "GPL": ["GIMP Palette"], "C": []}[form]
        return "".join(f"{one}\n" for one in top + lines)

    eight = (
        "8-bit channels: value * 8, plus its upper three bits in the low bits" if full else "8-bit channels: value * 8"
    )
    said = {
        "JASC": f"a JASC-PAL file: the lines JASC-PAL, 0100, the number of colors, then a line `r g b` in decimal for each color ({eight})",
        "GPL": f"a GIMP palette: the line `GIMP Palette`, then for each color a line with red, green and blue in decimal, each right-aligned in three columns, separated by one space ({eight})",
        "asar": "one line of assembly source: `dw ` and the words as $ and four upper-case hex digits, separated by commas, no line break (only `dw ` if there are no colors)",
        "C": f"C source, a line `0xRRGGBB,` in upper-case hex for each color ({eight})",
    }[form]
    return Made(
        f"std::string @f({WORDS} palette)",
        body,
        oracle,
        lambda r: [_palette(r, 4)],
        (
            f"Export a BGR555 palette as {said}.{'' if form == 'asar' else ' Each line ends with a newline.'}",
            f"Write a function that returns the text of {said}. {SAID[0].upper() + SAID[1:]}; the words are below 0x8000.{'' if form == 'asar' else ' Every line, also the last one, ends with a newline.'}",
            f"How do I save SNES colors for other programs? I want {said}.{'' if form == 'asar' else ' Lines end with LF.'}",
            f"text: {said}{'' if form == 'asar' else '; LF after every line'}",
            f"My palette editor gets an export: {said}.{'' if form == 'asar' else ' Unix line ends, one behind the last line too.'}",
        ),
    )


def steps_to_target(rng: random.Random) -> Made:
    speed = rng.choice((1, 1, 2, 4))
    give = rng.choice(("steps", "after"))
    if give == "steps":
        body = cpp(
            """
            int most = 0;
            for (size_t i = 0; i < std::min(from.size(), to.size()); ++i)
              for (int shift = 0; shift <= 10; shift += 5) most = std::max(most, std::abs((from[i] >> shift & 31) - (to[i] >> shift & 31)));
            return (most + @last) / @speed;
            """,
            last=speed - 1,
            speed=speed,
        ).replace("(most + 0) / 1", "most")
        signature = f"int @f({WORDS} from, {WORDS} to)"
    else:
        body = cpp(
            """
            for (size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
              int color = 0;
              for (int shift = 0; shift <= 10; shift += 5) {
                int a = from[i] >> shift & 31, b = to[i] >> shift & 31;
                int step = std::min(std::abs(b - a), frames@speed);
                color |= (b > a ? a + step : a - step) << shift;
              }
              from[i] = color;
            }
            """,
            speed=f" * {speed}" if speed > 1 else "",
        )
        signature = f"void @f({WORD_BUFFER} from, {WORDS} to, int frames)"

    def oracle(old: list[int], new: list[int], frames: int = 0) -> object:
        if give == "steps":
            count = 0
            pairs = [
                (a, b) for one, two in zip(old, new, strict=False) for a, b in zip(_rgb(one), _rgb(two), strict=True)
            ]
            while any(abs(a - b) > count * speed for a, b in pairs):
                count += 1
            return count
        for i, (one, two) in enumerate(zip(old, new, strict=False)):
            parts = []
            for a, b in zip(_rgb(one), _rgb(two), strict=True):
                for _ in range(min(frames, 40)):
                    a = min(a + speed, b) if a < b else max(a - speed, b)
                parts.append(a)
            old[i] = _bgr(*parts)
        return None

    rule = f"every frame each channel moves by {speed} towards its target{' (by less if it is nearer)' if speed > 1 else ''}"
    wanted = (
        "after how many frames the last color has arrived"
        if give == "steps"
        else "the palette after `frames` frames, in place of `from`"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [_palette(r, 5), _palette(r, 5), *([r.choice((0, 1, 5, 31, 40))] if give == "after" else [])],
        (
            f"Cross-fade between two BGR555 palettes, {rule}: {wanted}. Only entries that both have count.",
            f"Write a function for a palette fade from `from` to `to`: {rule}. {SAID[0].upper() + SAID[1:]}. The result is {wanted}. Entries beyond the shorter palette do not take part.",
            f"How do I compute {'the length of' if give == 'steps' else 'any moment of'} a fade without running it? {rule[0].upper() + rule[1:]}; wanted: {wanted}. Surplus entries of the longer palette don't fade.",
            f"{rule}, min(sizes) entries; result: {wanted}",
            f"Between day and night my game changes colors gradually: {rule}. My tool has both palettes and needs {wanted}. If they differ in size, the rest of the longer one does not matter{'' if give == 'steps' else ' and stays'}.",
        ),
    )


def average_color(rng: random.Random) -> Made:
    weight = rng.random() < 0.5
    rounded = rng.random() < 0.4
    total = "total" if weight else "palette.size()"
    half = f" + {total} / 2" if rounded else ""
    if weight:
        body = f"unsigned sums[3] = {{}}, total = 0;\nfor (size_t i = 0; i < palette.size() && i < counts.size(); ++i) {{\n  for (int c = 0; c < 3; ++c) sums[c] += (palette[i] >> 5 * c & 31) * counts[i];\n  total += counts[i];\n}}\nif (total == 0) return 0;\nreturn (sums[0]{half}) / total | (sums[1]{half}) / total << 5 | (sums[2]{half}) / total << 10;"
    else:
        body = f"size_t sums[3] = {{}};\nfor (uint16_t color : palette)\n  for (int c = 0; c < 3; ++c) sums[c] += color >> 5 * c & 31;\nif (palette.empty()) return 0;\nreturn (sums[0]{half}) / {total} | (sums[1]{half}) / {total} << 5 | (sums[2]{half}) / {total} << 10;"
    if not rounded:
        body = body.replace("(sums[0])", "sums[0]").replace("(sums[1])", "sums[1]").replace("(sums[2])", "sums[2]")

    def oracle(palette: list[int], counts: list[int] | None = None) -> int:
        pairs = list(zip(palette, counts if counts is not None else [1] * len(palette), strict=False))
        total = sum(count for _, count in pairs)
        if not total:
            return 0
        parts = [sum(_rgb(color)[c] * count for color, count in pairs) for c in range(3)]
        return _bgr(*[(part + (total // 2 if rounded else 0)) // total for part in parts])

    mean = (
        "rounded to the nearest (half of the divisor, itself rounded down, is added before the division)"
        if rounded
        else "rounded down"
    )
    by = ", each color weighted by its entry in `counts` (pairs only as far as both lists go)" if weight else ""
    none = "the weights add up to 0" if weight else "there are no colors"
    return Made(
        f"uint16_t @f({WORDS} palette{', ' + WORDS + ' counts' if weight else ''})",
        body,
        oracle,
        lambda r: [
            _palette(r, 6),
            *([[r.choice((0, 1, 2, r.randrange(300))) for _ in range(r.randrange(0, 7))]] if weight else []),
        ],
        (
            f"Average BGR555 color{by}: mean of each channel, {mean}. 0 if {none}.",
            f"Write a function that returns the mean color of a list of SNES colors{by}: for red, green and blue separately the mean, {mean}. {SAID[0].upper() + SAID[1:]}. If {none}, the result is 0.",
            f"How do I get one color for a map tile in an overview? Average the 15-bit colors channel by channel{by}; {mean}; black (0) if {none}.",
            f"{'sum(c * n) / sum(n)' if weight else 'sum(c) / count'} for r, g, b, {mean}; 0 if {none}",
            f"My minimap shows each room in the average of its colors{by}. Channels are 5 bits and averaged alone, {mean}. {none[0].upper() + none[1:]}: 0.",
        ),
    )


def visible_change(rng: random.Random) -> Made:
    limit = rng.choice((1, 2, 4, 8))
    give = rng.choice(("count", "largest", "list"))
    core = cpp(
        """
        int gap = 0;
        for (int shift = 0; shift <= 10; shift += 5) gap = std::max(gap, std::abs((a[i] >> shift & 31) - (b[i] >> shift & 31)));
        """
    ).replace("\n", "\n  ")
    head, act = {
        "count": ("int found = 0;", f"if (gap >= {limit}) ++found;"),
        "largest": ("int found = 0;", "found = std::max(found, gap);"),
        "list": ("std::vector<int> found;", f"if (gap >= {limit}) found.push_back(i);"),
    }[give]
    body = f"{head}\nfor (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {{\n  {core}\n  {act}\n}}\nreturn found;"

    def oracle(a: list[int], b: list[int]) -> object:
        gaps = [
            max(abs(x - y) for x, y in zip(_rgb(one), _rgb(two), strict=True)) for one, two in zip(a, b, strict=False)
        ]
        far = [i for i, gap in enumerate(gaps) if gap >= limit]
        return {"count": len(far), "largest": max([0, *gaps]), "list": far}[give]

    def given(r: random.Random) -> list[object]:
        a = _palette(r, 7, 1)
        b = [
            _bgr(*[min(31, max(0, part + r.choice((0, 0, 1, -limit, limit, limit - 1)))) for part in _rgb(color)])
            for color in a
        ]
        return [a, b + _palette(r, 1)]

    wanted = {
        "count": f"how many entries have changed by {limit} or more in at least one channel",
        "largest": "the largest change of any channel of any entry (0 if nothing changed)",
        "list": f"the indexes of the entries that changed by {limit} or more in at least one channel",
    }[give]
    return Made(
        f"{'std::vector<int>' if give == 'list' else 'int'} @f({WORDS} a, {WORDS} b)",
        body,
        oracle,
        given,
        (
            f"Compare two BGR555 palettes: {wanted} (5-bit channels, common length).",
            f"Write a function that tells how much a palette has changed: it returns {wanted}. {SAID[0].upper() + SAID[1:]}; bit 15 is not compared. If one palette is longer, its surplus entries are not compared.",
            f"How do I see the difference of two palettes as the eye does? I want {wanted}; 5 bits each for r, g, b. Entries without counterpart don't count.",
            f"gap(i) = max(|dr|, |dg|, |db|), i < min size; result: {wanted}",
            f"A round trip through a PNG may change my SNES colors a little. To test it compute {wanted}; compare as many entries as both lists have.",
        ),
    )


def bytes_of_gradient(rng: random.Random) -> Made:
    steps = rng.choice((8, 16, 15, 7))
    body = cpp(
        """
        std::vector<uint16_t> out;
        for (int i = 0; i <= @steps; ++i) {
          int color = 0;
          for (int shift = 0; shift <= 10; shift += 5) {
            int v = ((a >> shift & 31) * (@steps - i) + (b >> shift & 31) * i@round) / @steps;
            color |= v << shift;
          }
          out.push_back(color);
        }
        @trip
        return out;
        """,
        steps=steps,
        round=f" + {steps // 2}" if (nearest := rng.random() < 0.4) else "",
        trip=f"for (int i = {steps} - 1; i > 0; --i) out.push_back(out[i]);" if (trip := rng.random() < 0.5) else "",
    ).replace("\n\n", "\n")

    def oracle(a: int, b: int) -> list[int]:
        out = []
        for i in range(steps + 1):
            parts = [
                (x * steps + (y - x) * i + (steps // 2 if nearest else 0)) // steps
                for x, y in zip(_rgb(a), _rgb(b), strict=True)
            ]
            out.append(_bgr(*parts))
        return out + (out[1:-1][::-1] if trip else [])

    back = (
        f"; then back through the same colors without repeating either end ({2 * steps} colors in all)"
        if trip
        else f" ({steps + 1} colors)"
    )
    rounding = (
        f"(x * ({steps} - i) + y * i + {steps // 2}) / {steps}" if nearest else f"(x * ({steps} - i) + y * i) / {steps}"
    )
    return Made(
        "std::vector<uint16_t> @f(uint16_t a, uint16_t b)",
        body,
        oracle,
        lambda r: [_color(r), _color(r)],
        (
            f"Colors of a {'pulsing' if trip else 'blend'} animation from a to b in {steps} steps (BGR555), both ends included{back}. Channel at step i: {rounding}, integer division.",
            f"Write a function that returns the frames of a color that {'glows from a to b and back' if trip else 'turns from a into b'}. There are {steps} equal steps, step 0 is a and step {steps} is b{back}. Each 5-bit channel (red lowest, then green, blue) is {rounding} with the channel's values x in a and y in b, rounded down.",
            f"How do I precompute {'a pulsing palette entry' if trip else 'a color transition'}? Steps i = 0 to {steps}, per channel {rounding}{back}. Bit 15 is 0.",
            f"i = 0..{steps}: c = {rounding} per channel{'; then i = ' + str(steps - 1) + '..1' if trip else ''}",
            f"The selected menu item {'pulses between' if trip else 'fades from'} color a {'and' if trip else 'to'} b, {steps} steps{back}. Integer arithmetic on 5-bit channels: {rounding}.",
        ),
    )


RECIPES = (
    sort_palette,
    color_math,
    html_color,
    closest_pair,
    tint_palette,
    copy_palette_line,
    add_to_palette,
    match_palettes,
    rotate_channels,
    genesis_colors,
    dominant_channel,
    palette_text,
    steps_to_target,
    average_color,
    visible_change,
    bytes_of_gradient,
)
