"""Colors changed one by one: contrast, saturation, limits, steps, ramps, blends, hues, readability; several in one palette."""

import random
from fractions import Fraction
from math import floor

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import WORD_BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import CHANNELS, bgr, rgb, some_color, some_colors

SUBJECT = "palettes"
TOLD = f"{CHANNELS[0].upper()}{CHANNELS[1:]}"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _each(change: str, start: int = 0) -> str:
    """C++ that changes each channel `v` of the colors in `palette`."""
    loop = "for (uint16_t& color : palette) {" if not start else "for (size_t i = 1; i < palette.size(); ++i) {"
    color = "palette[i]" if start else "color"
    return f"{loop}\n  int out = 0;\n  for (int shift = 0; shift <= 10; shift += 5) {{\n    int v = {color} >> shift & 31;\n    out |= {change} << shift;\n  }}\n  {color} = out;\n}}"


def saturate_palette(rng: random.Random) -> Made:
    unit = rng.choice((4, 8, 16))
    weights = rng.choice(((1, 1, 1), (2, 5, 1), (1, 2, 1)))
    total = sum(weights)
    sum_ = " + ".join(f"{w} * {c}" if w > 1 else c for w, c in zip(weights, "rgb", strict=True))
    body = cpp(
        """
        for (uint16_t& color : palette) {
          int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;
          int gray = (@sum) / @total;
          auto moved = [&](int v) { return std::clamp(gray + (v - gray) * level / @unit, 0, 31); };
          color = moved(b) << 10 | moved(g) << 5 | moved(r);
        }
        """,
        sum=sum_,
        total=total,
        unit=unit,
    )

    def oracle(palette: list[int], level: int) -> None:
        for i, color in enumerate(palette):
            gray = sum(w * v for w, v in zip(weights, rgb(color), strict=True)) // total
            parts = []
            for v in rgb(color):
                far = abs(v - gray) * level // unit
                parts.append(min(max(gray + far if v > gray else gray - far, 0), 31))
            palette[i] = bgr(*parts)

    said = f"({sum_}) / {total}"
    return Made(
        f"void @f({WORD_BUFFER} palette, int level)",
        body,
        oracle,
        lambda r: [some_colors(r, 6), r.choice((0, 1, unit // 2, unit, unit + 1, 2 * unit))],
        (
            f"Saturation slider for BGR555: gray = {said}, v' = gray + (v - gray) * level / {unit} (truncated towards 0), clamped to 0..31. In place.",
            f"Write a function that makes the colors of a palette paler or more vivid. For each color the gray value is {said}, rounded down; each channel's difference from it is multiplied by `level` (0 or more) and divided by {unit}, dropping the fraction (towards zero), and added to the gray value again; results below 0 become 0, above 31 become 31. {TOLD}; bit 15 ends as 0.",
            f"How do I change the saturation of SNES colors in place? level {unit} leaves them, 0 makes them gray ({said}, floor); C integer division, saturate, bit 15 cleared",
            f"My flashback scene wants half-gray colors, the dream scene garish ones: distance of every 5-bit channel from gray ({said}, integer) is scaled by level / {unit} with truncation as in C, then limited to a legal channel. Change the list; bit 15 is dropped.",
        ),
    )


def contrast_of_palette(rng: random.Random) -> Made:
    unit = rng.choice((4, 8))
    middle = rng.choice((16, 15))
    keep = rng.random() < 0.4
    body = _each(f"std::clamp({middle} + (v - {middle}) * level / {unit}, 0, 31)", int(keep))

    def oracle(palette: list[int], level: int) -> None:
        for i, color in enumerate(palette):
            if i or not keep:
                out = []
                for v in rgb(color):
                    gap = Fraction((v - middle) * level, unit)
                    out.append(min(31, max(0, middle + (floor(gap) if gap > 0 else -floor(-gap)))))
                palette[i] = bgr(*out)

    zero = " Entry 0 stays untouched." if keep else ""
    return Made(
        f"void @f({WORD_BUFFER} palette, int level)",
        body,
        oracle,
        lambda r: [some_colors(r, 6), r.choice((0, 1, unit - 1, unit, unit + 1, 3 * unit))],
        (
            f"Contrast for BGR555 in place: v' = clamp({middle} + (v - {middle}) * level / {unit}, 0, 31) per channel, C division.{zero}",
            f"Write a function that changes the contrast of a palette around the middle value {middle}. Each 5-bit channel's distance from {middle} is multiplied by `level` (0 or more; {unit} means no change) and divided by {unit} without its fraction (towards zero); the result is limited to 0 to 31. {TOLD}, bit 15 becomes 0.{zero}",
            f"How do I give SNES colors more or less contrast? Pivot {middle}, factor level / {unit}, truncate, clamp to 5 bits, top bit 0.{zero}",
            f"The contrast knob of my palette window goes from 0 upwards, {unit} is neutral: push red, green and blue away from {middle} (or towards it) by level / {unit}, dropping fractions, never below 0 or above 31. A color that is changed has bit 15 clear.{zero}",
        ),
    )


def clamp_channels(rng: random.Random) -> Made:
    count = rng.random() < 0.6
    if count:
        body = "int changed = 0;\n" + _each("std::clamp(v, low, high)").replace(
            "  color = out;", "  if ((color & 0x7FFF) != out) ++changed;\n  color = out;"
        )
        body += "\nreturn changed;"
    else:
        body = _each("std::clamp(v, low, high)")

    def oracle(palette: list[int], low: int, high: int) -> int:
        old = [color % 0x8000 for color in palette]
        palette[:] = [bgr(*[sorted((low, v, high))[1] for v in rgb(color)]) for color in palette]
        return sum(a != b for a, b in zip(old, palette, strict=True))

    report = " Return how many colors changed (bit 15 aside)." if count else ""

    def given(r: random.Random) -> list[object]:
        low = r.choice((0, 2, 5, r.randrange(20)))
        return [
            [c | r.choice((0, 0, 0x8000)) for c in some_colors(r, 7)],
            low,
            r.choice((31, 28, r.randrange(low, 32))),
        ]

    return Made(
        f"{'int' if count else 'void'} @f({WORD_BUFFER} palette, int low, int high)",
        body,
        oracle,
        given,
        (
            f"Limit every channel of BGR555 colors to low..high, bit 15 off.{report}",
            f"Write a function that keeps the channels of all colors in a legal range: a red, green or blue value below `low` becomes `low`, one above `high` becomes `high` (0 <= low <= high <= 31). {TOLD}; bit 15 is cleared.{report}",
            f"How do I make a palette TV safe, i.e. clamp r, g, b of each SNES color into [low, high]? in place, 5 bits each, high bit cleared.{report}",
            f"Too black blacks and too white whites look bad on a CRT. Bring each 5-bit channel of the palette into the range from `low` to `high`; bit 15 ends as 0.{report}",
        ),
    )


def posterize_palette(rng: random.Random) -> Made:
    bits = rng.choice((1, 2, 3, 4))
    fill = rng.random() < 0.6
    grow = {1: "(v >> 4) * 31", 2: "(v >> 3) * 31 / 3", 3: "(v & 28) | v >> 3 & 3", 4: "(v & 30) | v >> 4"}[bits]
    if bits == 3:
        grow = "(v & 28) | v >> 3"
    change = f"({grow})" if fill else f"(v & {32 - (1 << (5 - bits))})"

    def oracle(palette: list[int]) -> None:
        for i, color in enumerate(palette):
            parts = []
            for v in rgb(color):
                top = f"{v:05b}"[:bits]
                if not fill:
                    parts.append(int(top.ljust(5, "0"), 2))
                elif bits == 2:
                    parts.append([0, 10, 20, 31][int(top, 2)])
                else:
                    parts.append(int((top * 5)[:5], 2))
            palette[i] = bgr(*parts)

    how = (
        {
            1: "0 or 31",
            2: "0, 10, 20 or 31",
            3: "the upper three bits abc followed by ab again",
            4: "the upper four bits abcd followed by a again",
        }[bits]
        if fill
        else f"the upper {bits} bit{'s' if bits > 1 else ''}, the lower ones 0"
    )
    return Made(
        f"void @f({WORD_BUFFER} palette)",
        _each(change),
        oracle,
        lambda r: [some_colors(r, 7)],
        (
            f"Posterize BGR555 colors to {bits} bit{'s' if bits > 1 else ''} a channel in place: each channel becomes {how}.",
            f"Write a function that reduces a palette to {1 << bits} levels a channel. {TOLD}. A channel keeps what its upper {bits} bit{'s' if bits > 1 else ''} say{'s' if bits == 1 else ''}: it becomes {how}. Bit 15 is cleared.",
            f"How do I fake the {bits * 3}-bit colors of an old machine with SNES colors? Per channel, from its top {bits} bit{'s' if bits > 1 else ''}: {how}; bit 15 off",
            f"Retro filter for the palette editor: quantise red, green and blue to {1 << bits} steps, judged by the upper {bits} bit{'s' if bits > 1 else ''} of the five; the new channel is {how}. The list is changed, no color keeps bit 15.",
        ),
    )


def curve_of_channels(rng: random.Random) -> Made:
    three = rng.random() < 0.5
    if three:
        body = "for (uint16_t& color : palette)\n  color = curves[color & 31] | curves[32 + (color >> 5 & 31)] << 5 | curves[64 + (color >> 10 & 31)] << 10;"
    else:
        body = _each("curves[v]")

    def oracle(palette: list[int], curves: list[int]) -> None:
        for i, color in enumerate(palette):
            tables = [curves[32 * n : 32 * n + 32] if three else curves for n in range(3)]
            palette[i] = bgr(*[table[v] for table, v in zip(tables, rgb(color), strict=True)])

    size = "96 bytes: 32 for red, 32 for green, 32 for blue" if three else "32 bytes for all channels"
    return Made(
        f"void @f({WORD_BUFFER} palette, {BYTES} curves)",
        body,
        oracle,
        lambda r: [some_colors(r, 6), [r.randrange(32) for _ in range(96 if three else 32)]],
        (
            f"Map the channels of BGR555 colors through lookup tables ({size}, each 0-31), in place.",
            f"Write a function that applies a tone curve to a palette. {TOLD}. `curves` has {size}; entry v is the new value (0 to 31) of a channel with the value v. Bit 15 becomes 0.",
            f"How do I do gamma correction on SNES palettes with a table? curves: {size}; new channel = table[old channel], bit 15 off",
            f"The preview imitates an old monitor: each color channel goes through a table of 32 values ({size}; none above 31). Change the colors in the list, bit 15 cleared.",
        ),
    )


def two_tone_palette(rng: random.Random) -> Made:
    weights = rng.choice(((2, 5, 1), (1, 1, 1), (3, 6, 1)))
    strict = rng.random() < 0.5
    sum_ = " + ".join(f"{w} * {c}" if w > 1 else c for w, c in zip(weights, "rgb", strict=True))
    op = ">" if strict else ">="
    body = f"std::vector<uint16_t> out;\nfor (int color : palette) {{\n  int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;\n  out.push_back({sum_} {op} limit ? light : dark);\n}}\nreturn out;"

    def oracle(palette: list[int], limit: int, dark: int, light: int) -> list[int]:
        sums = [sum(w * v for w, v in zip(weights, rgb(color), strict=True)) for color in palette]
        return [[dark, light][s > limit if strict else s >= limit] for s in sums]

    def given(r: random.Random) -> list[object]:
        colors = some_colors(r, 7, 1)
        one = sum(w * v for w, v in zip(weights, rgb(r.choice(colors)), strict=True))
        return [colors, r.choice((one, one, one + 1, 31 * sum(weights) // 2)), some_color(r), some_color(r)]

    beyond = "greater than" if strict else "at least"
    return Made(
        f"std::vector<uint16_t> @f({WORDS} palette, int limit, uint16_t dark, uint16_t light)",
        body,
        oracle,
        given,
        (
            f"Two-tone copy of a BGR555 palette: `light` where {sum_} is {beyond} `limit`, else `dark`.",
            f"Write a function that reduces a palette to two colors. The brightness of a color is {sum_} with its 5-bit channels ({CHANNELS}). A color whose brightness is {beyond} `limit` becomes `light`, every other `dark`; return the new list.",
            f"How do I make a monochrome version of an SNES palette? {sum_} {op} limit ? light : dark, one result for each entry",
            f"Preview for a black and white handheld: every entry turns into one of two given colors, decided by {sum_} (5 bits each) being {beyond} the limit (then `light`) or not (`dark`).",
        ),
    )


def lighten_palette(rng: random.Random) -> Made:
    unit = rng.choice((8, 16, 32))
    up = rng.random() < 0.4
    part = rng.random() < 0.5
    step = f"(31 - v) * level{f' + {unit - 1}' if up else ''}"
    change = f"(v + ({step}) / {unit})" if up else f"(v + {step} / {unit})"
    body = _each(change, 0)
    if part:
        body = (
            body.replace("for (uint16_t& color : palette) {", "for (int i = first; i <= last; ++i) {")
            .replace("color >> shift", "palette[i] >> shift")
            .replace("  color = out;", "  palette[i] = out;")
        )

    def oracle(palette: list[int], level: int, first: int = 0, last: int = 999) -> None:
        for i, color in enumerate(palette):
            if first <= i <= last:
                gaps = [Fraction((31 - v) * level, unit) for v in rgb(color)]
                palette[i] = bgr(
                    *[v + (-floor(-gap) if up else floor(gap)) for v, gap in zip(rgb(color), gaps, strict=True)]
                )

    def given(r: random.Random) -> list[object]:
        colors = some_colors(r, 7, 1)
        ends = sorted((r.randrange(len(colors)), r.randrange(len(colors))))
        return [colors, r.choice((0, 1, unit // 2, unit, r.randrange(unit + 1))), *(ends if part else ())]

    which = "entries `first` to `last` (both included, inside the palette)" if part else "all entries"
    rounding = "rounded up" if up else "rounded down"
    return Made(
        f"void @f({WORD_BUFFER} palette, int level{', int first, int last' if part else ''})",
        body,
        oracle,
        given,
        (
            f"Fade BGR555 colors to white: v += (31 - v) * level / {unit}, the added part {rounding}; {which}; level 0..{unit}.",
            f"Write a function that brightens colors towards white. For {which}, each channel grows by its distance from 31 times `level` divided by {unit}, {rounding} (`level` is 0 to {unit}, where {unit} means white). {TOLD}; bit 15 of a changed color is 0.",
            f"How do I do a white-out step on a palette? channel + (31 - channel) * level / {unit} ({rounding} before adding), {which}, level from 0 to {unit}, result without bit 15",
            f"When the bomb goes off, the screen fades to white in {unit} steps. Given step `level` (0 = as is, {unit} = white), compute {which}: the gap to 31 of red, green and blue shrinks by level / {unit} of it, {rounding}. Processed colors lose bit 15.",
        ),
    )


def blend_mode(rng: random.Random) -> Made:
    mode = rng.choice(("multiply", "screen", "lighten", "darken", "difference", "exclusive"))
    change = {
        "multiply": "x * y / 31",
        "screen": "31 - (31 - x) * (31 - y) / 31",
        "lighten": "std::max(x, y)",
        "darken": "std::min(x, y)",
        "difference": "std::abs(x - y)",
        "exclusive": "x + y - 2 * x * y / 31",
    }[mode]
    many = rng.random() < 0.5
    inner = f"int out = 0;\nfor (int shift = 0; shift <= 10; shift += 5) {{\n  int x = bottom >> shift & 31, y = top >> shift & 31;\n  out |= ({change}) << shift;\n}}"
    if many:
        lines = inner.replace("bottom", "color").replace("\n", "\n  ")
        body = f"for (uint16_t& color : bottom) {{\n  {lines}\n  color = out;\n}}"
    else:
        body = f"{inner}\nreturn out;"

    def mix(bottom: int, top: int) -> int:
        out = []
        for x, y in zip(rgb(bottom), rgb(top), strict=True):
            product = Fraction(x * y, 31)
            out.append(
                {
                    "multiply": floor(product),
                    "screen": 31 - floor(Fraction((31 - x) * (31 - y), 31)),
                    "lighten": sorted((x, y))[1],
                    "darken": sorted((x, y))[0],
                    "difference": x - y if x > y else y - x,
                    "exclusive": x + y - floor(2 * product),
                }[mode]
            )
        return bgr(*out)

    def all_of(bottom: list[int], top: int) -> None:
        bottom[:] = [mix(color, top) for color in bottom]

    formula = {
        "multiply": "x * y / 31",
        "screen": "31 - (31 - x) * (31 - y) / 31",
        "lighten": "the larger of x and y",
        "darken": "the smaller of x and y",
        "difference": "|x - y|",
        "exclusive": "x + y - 2 * x * y / 31",
    }[mode]
    name = {"exclusive": "exclusion"}.get(mode, mode)
    whole = " (the division rounds down)" if "/" in formula else ""
    what = "every color of the list `bottom`" if many else "`bottom`"
    return Made(
        f"void @f({WORD_BUFFER} bottom, uint16_t top)" if many else "uint16_t @f(uint16_t bottom, uint16_t top)",
        body,
        all_of if many else mix,
        (lambda r: [some_colors(r, 5), some_color(r)]) if many else (lambda r: [some_color(r), some_color(r)]),
        (
            f"Blend mode {name} for BGR555: per channel {formula}{whole}, x of {what}, y of `top`{'; in place' if many else ''}.",
            f"Write a function that mixes {what} with the color `top` as the blend mode {name} of paint programs does, on 5-bit channels: with x the channel below and y the one of `top`, the result is {formula}{whole}. {TOLD}; bit 15 of the result is 0.{' The list is changed in place.' if many else ''}",
            f"How do I preview a '{name}' layer with SNES colors? {formula}{whole} for r, g, b (0-31); bit 15 off{'; apply it to the whole list' if many else ''}",
            f"The artists ask for Photoshop's {name} in the palette editor. {'Each entry of `bottom` is' if many else '`bottom` is'} blended with `top`: {formula}{whole}, where x and y are the same channel of the two colors, 5 bits each. Nothing in bit 15.",
        ),
    )


def hue_of_color(rng: random.Random) -> Made:
    step = rng.choice((32, 60, 10))
    gray = rng.choice((-1, 0))
    body = cpp(
        """
        int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;
        int high = std::max({r, g, b}), low = std::min({r, g, b}), span = high - low;
        if (span == 0) return @gray;
        int hue;
        if (high == r) hue = @step * (g - b) / span;
        else if (high == g) hue = @two + @step * (b - r) / span;
        else hue = @four + @step * (r - g) / span;
        return hue < 0 ? hue + @six : hue;
        """,
        gray=gray,
        step=step,
        two=2 * step,
        four=4 * step,
        six=6 * step,
    )

    def oracle(color: int) -> int:
        parts = rgb(color)
        top = max(parts)
        lead = parts.index(top)
        span = top - min(parts)
        if not span:
            return gray
        offset = parts[(lead + 1) % 3] - parts[(lead + 2) % 3]
        turned = abs(offset) * step // span
        return (2 * step * lead + (turned if offset > 0 else -turned)) % (6 * step)

    return Made(
        "int @f(uint16_t color)",
        body,
        oracle,
        lambda r: [some_color(r)],
        (
            f"Hue of a BGR555 color, 0..{6 * step - 1} with red 0, green {2 * step}, blue {4 * step}: sector + {step} * (difference of the other two) / (max - min), truncated as in C; grays: {gray}.",
            f"Write a function that returns a color's hue as a whole number from 0 to {6 * step - 1}. {TOLD}. If all channels are equal, it is {gray}. Otherwise, with d = largest - smallest channel: if red is the largest, {step} * (green - blue) / d; else if green is, {2 * step} + {step} * (blue - red) / d; else {4 * step} + {step} * (red - green) / d. Divisions drop the fraction (towards zero); a negative result gets {6 * step} added.",
            f"How do I sort SNES colors by hue, i.e. compute it with integers? usual HSV hue from r, g, b (5 bits), scaled so that a sixth of the circle is {step}; fraction of the quotient cut towards 0 before adding the sector base (red 0, green {2 * step}, blue {4 * step}; ties prefer red, then green), +{6 * step} if negative, gray -> {gray}",
            f"The color wheel of my editor has {6 * step} positions (red at 0, green at {2 * step}, blue at {4 * step}). For a 15-bit color I need its position: base of the largest channel (red wins ties, then green) plus {step} * (next channel - the one after it) / (max - min) in the cycle red, green, blue, with C's integer division, wrapped to be non-negative. A gray has {gray}.",
        ),
    )


def sort_by_hue(rng: random.Random) -> Made:
    grays_first = rng.random() < 0.5
    keep = rng.random() < 0.5
    body = cpp(
        """
        auto sextant = [](int c) {
          int r = c & 31, g = c >> 5 & 31, b = c >> 10 & 31;
          if (r == g && g == b) return @gray;
          if (r >= g && r >= b) return g >= b ? 1 : 6;
          if (g >= b) return r >= b ? 2 : 3;
          return g >= r ? 4 : 5;
        };
        @guard
        std::stable_sort(palette.begin()@first, palette.end(), [&](int a, int b) { return sextant(a) < sextant(b); });
        """,
        gray=0 if grays_first else 7,
        guard="if (palette.empty()) return;" if keep else "",
        first=" + 1" if keep else "",
    ).replace("\n\n", "\n")

    def oracle(palette: list[int]) -> None:
        def group(color: int) -> int:
            r, g, b = rgb(color)
            if r == g == b:
                return 0 if grays_first else 7
            tests = [r >= g >= b, g > r >= b, g >= b > r, b > g >= r, b > r > g]
            return tests.index(True) + 1 if any(tests) else 6

        at = 1 if keep else 0
        groups: dict[int, list[int]] = {n: [] for n in range(8)}
        for color in palette[at:]:
            groups[group(color)].append(color)
        palette[at:] = [color for n in range(8) for color in groups[n]]

    zero = " Entry 0 stays in front." if keep else ""
    place = "before" if grays_first else "behind"
    rule = "r >= g >= b, g > r >= b, g >= b > r, b > g >= r, b > r > g, the rest"
    return Made(
        f"void @f({WORD_BUFFER} palette)",
        body,
        oracle,
        lambda r: [[*some_colors(r, 4), *[bgr(r.randrange(3), r.randrange(3), r.randrange(3)) for _ in range(4)]]],
        (
            f"Group BGR555 colors by hue, stable: {rule}; grays (r = g = b) {place} all others.{zero}",
            f"Write a function that orders a palette by the part of the color circle, keeping the order within a part: first colors with r >= g >= b (red to yellow), then g > r >= b, then g >= b > r, then b > g >= r, then b > r > g, then the remaining ones. Grays, with three equal channels, come {place} all of them and belong to no part. {TOLD}.{zero}",
            f"How do I sort palette entries into six hue groups in place? Groups in order: {rule}; a gray belongs to none and goes {place} the colors; stable.{zero}",
            f"I want reds next to reds in the palette list. Six groups ({rule}), inside a group nothing moves, and grays (all channels equal) stand {place} the groups.{zero}",
        ),
    )


def complement_of_color(rng: random.Random) -> Made:
    many = rng.random() < 0.5
    if many:
        body = "for (uint16_t& color : palette) {\n  int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;\n  int sum = std::max({r, g, b}) + std::min({r, g, b});\n  color = (sum - b) << 10 | (sum - g) << 5 | (sum - r);\n}"
    else:
        body = "int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;\nint sum = std::max({r, g, b}) + std::min({r, g, b});\nreturn (sum - b) << 10 | (sum - g) << 5 | (sum - r);"

    def turn(color: int) -> int:
        parts = rgb(color)
        order = sorted(parts)
        return bgr(*[order[0] + order[2] - v for v in parts])

    def all_of(palette: list[int]) -> None:
        palette[:] = map(turn, palette)

    rule = "each channel becomes largest channel + smallest channel - itself"
    return Made(
        f"void @f({WORD_BUFFER} palette)" if many else "uint16_t @f(uint16_t color)",
        body,
        all_of if many else turn,
        (lambda r: [some_colors(r, 6)]) if many else (lambda r: [some_color(r)]),
        (
            f"Opposite hue with the same lightness for {'all colors of a BGR555 palette' if many else 'a BGR555 color'}: {rule}.",
            f"Write a function that turns {'each color of a palette' if many else 'a color'} into its complement on the color wheel without changing its lightness: {rule} (of the same color). {TOLD}; bit 15 becomes 0.",
            f"How do I rotate {'SNES colors' if many else 'an SNES color'} by 180 degrees of hue? v' = max + min - v for r, g, b; bit 15 off",
            f"Night palette trick: every hue flips to the opposite one but stays as light and as strong. That's v -> max(r, g, b) + min(r, g, b) - v {'for each entry of the list' if many else 'on the given color'}, in 5-bit channels, with bit 15 clear.",
        ),
    )


def sepia_palette(rng: random.Random) -> Made:
    tint = rng.choice(
        (
            ("sepia", (31, 24, 17)),
            ("green phosphor", (6, 31, 9)),
            ("amber monitor", (31, 22, 2)),
            ("cold moonlight", (18, 22, 31)),
        )
    )
    name, parts = tint
    weights = rng.choice(((2, 5, 1), (1, 2, 1)))
    total = sum(weights)
    sum_ = " + ".join(f"{w} * {c}" if w > 1 else c for w, c in zip(weights, "rgb", strict=True))
    body = cpp(
        """
        for (uint16_t& color : palette) {
          int r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;
          int light = (@sum) / @total;
          color = light * @blue / 31 << 10 | light * @green / 31 << 5 | light * @red / 31;
        }
        """,
        sum=sum_,
        total=total,
        red=parts[0],
        green=parts[1],
        blue=parts[2],
    )

    def oracle(palette: list[int]) -> None:
        for i, color in enumerate(palette):
            light = sum(w * v for w, v in zip(weights, rgb(color), strict=True)) // total
            palette[i] = bgr(*[floor(Fraction(light * part, 31)) for part in parts])

    full = f"{parts[0]}, {parts[1]}, {parts[2]}"
    return Made(
        f"void @f({WORD_BUFFER} palette)",
        body,
        oracle,
        lambda r: [some_colors(r, 7)],
        (
            f"Monochrome look ({name}) for BGR555 in place: L = ({sum_}) / {total}, then r, g, b = L * ({full}) / 31, all rounded down.",
            f"Write a function that gives a palette the look of {name}. The lightness L of a color is ({sum_}) / {total}; its new red, green and blue are L * {parts[0]} / 31, L * {parts[1]} / 31 and L * {parts[2]} / 31, each division rounded down. {TOLD}; bit 15 ends as 0.",
            f"How do I tint SNES colors as {name}? gray L = ({sum_}) / {total}, scaled by the tint ({full}) / 31 in integers; list changed in place, bit 15 cleared",
            f"A memory scene shows everything in {name}: white must come out as ({full}), darker colors in proportion to L = ({sum_}) / {total} (integer), i.e. L * tint / 31 rounded down for each channel. No bit 15.",
        ),
    )


def shadow_palette(rng: random.Random) -> Made:
    shift = rng.choice((1, 1, 2))
    append = rng.random() < 0.5
    mask = {1: "0x3DEF", 2: "0x1CE7"}[shift]
    if append:
        body = f"size_t count = palette.size();\nfor (size_t i = 0; i < count; ++i) palette.push_back(palette[i] >> {shift} & {mask});"
    else:
        body = f"std::vector<uint16_t> dark;\nfor (uint16_t color : palette) dark.push_back(color >> {shift} & {mask});\nreturn dark;"

    def made(palette: list[int]) -> list[int]:
        return [bgr(*[v // 2**shift for v in rgb(color)]) for color in palette]

    def appended(palette: list[int]) -> None:
        palette += made(palette)

    part = {1: "half", 2: "a quarter of"}[shift]
    return Made(
        f"void @f({WORD_BUFFER} palette)" if append else f"std::vector<uint16_t> @f({WORDS} palette)",
        body,
        appended if append else made,
        lambda r: [[c | r.choice((0, 0, 0x8000)) for c in some_colors(r, 7)]],
        (
            f"Shadow colors for a BGR555 palette: each channel {part} its value, rounded down; {'append them behind the originals' if append else 'return them as a new list'}, bit 15 clear.",
            f"Write a function that makes the darkened twin of a palette. {TOLD}. Every channel of the twin has {part} the value, rounded down, and bit 15 is 0. {'Append the twins in the same order behind the original colors, which stay as they are.' if append else 'The colors come in the same order; the given ones stay.'}",
            f"How do I get {'1/2' if shift == 1 else '1/4'} brightness versions of SNES colors without letting bits spill into the next channel? {'Add them at the end of the list' if append else 'New list'}, bit 15 off",
            f"Sprites in the shade use a second set of colors in which red, green and blue are {'halved' if shift == 1 else 'divided by four'} (truncated), bit 15 unset. {'Put this set after the first one in the same vector.' if append else 'Build this set.'}",
        ),
    )


def ramp_between(rng: random.Random) -> Made:
    rounding = rng.choice(("down", "near"))
    span = "last - first"
    value = "(a * (@s - n) + b * n) / (@s)" if rounding == "down" else "(2 * (a * (@s - n) + b * n) + @s) / (2 * @s)"
    body = cpp(
        """
        int steps = @span, from = palette[first], to = palette[last];
        for (int n = 1; n < steps; ++n) {
          int out = 0;
          for (int shift = 0; shift <= 10; shift += 5) {
            int a = from >> shift & 31, b = to >> shift & 31;
            out |= @value << shift;
          }
          palette[first + n] = out;
        }
        """,
        span=span,
        value=value.replace("(@s)", "steps").replace("@s", "steps"),
    )

    def oracle(palette: list[int], first: int, last: int) -> None:
        ends = rgb(palette[first]), rgb(palette[last])
        for i in range(first + 1, last):
            share = Fraction(i - first, last - first)
            exact = [a + (b - a) * share for a, b in zip(*ends, strict=True)]
            palette[i] = bgr(*[floor(v if rounding == "down" else v + Fraction(1, 2)) for v in exact])

    def given(r: random.Random) -> list[object]:
        colors = some_colors(r, 9, 3)
        first = r.randrange(len(colors))
        return [colors, first, r.randrange(first, len(colors))]

    how = "rounded down" if rounding == "down" else "rounded to the nearest whole number, halves up"
    return Made(
        f"void @f({WORD_BUFFER} palette, int first, int last)",
        body,
        oracle,
        given,
        (
            f"Fill the palette entries between `first` and `last` (first <= last, both stay) with an even BGR555 ramp, channels {how}.",
            f"Write a function that makes a gradient inside a palette: the entries strictly between `first` and `last` are replaced by colors that go evenly from palette[first] to palette[last]; entry number first + n has each channel at n / (last - first) of the way, {how}. {TOLD}. Both ends stay, new colors have bit 15 clear; 0 <= first <= last, inside the palette.",
            f"How do I interpolate SNES colors between two entries in place? linear per channel, {how}, ends unchanged, nothing to do if there is nothing between",
            f"Select two entries, click 'ramp': everything between them becomes a smooth run of colors (5-bit channels interpolated linearly by position, {how}). `first` is not beyond `last`, both are valid indexes, and these two colors aren't touched.",
        ),
    )


def readable_pairs(rng: random.Random) -> Made:
    weights = rng.choice(((2, 5, 1), (1, 1, 1)))
    sum_ = " + ".join(f"{w} * {c}" if w > 1 else c for w, c in zip(weights, "rgb", strict=True))
    best = rng.random() < 0.5
    body = cpp(
        """
        auto light = [](int c) {
          int r = c & 31, g = c >> 5 & 31, b = c >> 10 & 31;
          return @sum;
        };
        """,
        sum=sum_,
    )
    if best:
        body += "int best = -1, gap = limit - 1;\nfor (size_t i = 0; i < palette.size(); ++i) {\n  int d = std::abs(light(palette[i]) - light(paper));\n  if (d > gap) {\n    gap = d;\n    best = i;\n  }\n}\nreturn best;"
    else:
        body += "std::vector<int> bad;\nfor (size_t i = 0; i < palette.size(); ++i)\n  if (std::abs(light(palette[i]) - light(paper)) < limit) bad.push_back(i);\nreturn bad;"
    body = body.replace("};auto", "};\nauto").replace("};int", "};\nint").replace("};std", "};\nstd")

    def oracle(palette: list[int], paper: int, limit: int) -> object:
        lights = [sum(w * v for w, v in zip(weights, rgb(color), strict=True)) for color in [*palette, paper]]
        gaps = [abs(one - lights[-1]) for one in lights[:-1]]
        if best:
            return gaps.index(max(gaps)) if gaps and max(gaps) >= limit else -1
        return [i for i, gap in enumerate(gaps) if gap < limit]

    result = (
        "the index of the color that differs most (the first of equals), -1 if none differs by at least `limit`"
        if best
        else "the indexes of all colors that differ by less than `limit`, ascending"
    )
    return Made(
        f"{'int' if best else 'std::vector<int>'} @f({WORDS} palette, uint16_t paper, int limit)",
        body,
        oracle,
        lambda r: [some_colors(r, 6), some_color(r), r.choice((1, 5, 20, 60, 130))],
        (
            f"Text legibility: brightness {sum_} of BGR555 colors against that of `paper`; return {result}.",
            f"Write a function that compares text colors with a background. The brightness of a color is {sum_} of its 5-bit channels ({CHANNELS}). Looking at the absolute difference between each palette color's brightness and that of `paper`, return {result}. `limit` is at least 1.",
            f"How do I find {'a well readable ink' if best else 'unreadable inks'} for a given window color? |L(c) - L(paper)|, L = {sum_}; I need {result}; limit >= 1",
            f"Accessibility check in my palette editor: {sum_} as the measure of lightness, difference to the window's color `paper`. The check gives {result}. (`limit` is positive.)",
        ),
    )


RECIPES = (
    saturate_palette,
    contrast_of_palette,
    clamp_channels,
    posterize_palette,
    curve_of_channels,
    two_tone_palette,
    lighten_palette,
    blend_mode,
    hue_of_color,
    sort_by_hue,
    complement_of_color,
    sepia_palette,
    shadow_palette,
    ramp_between,
    readable_pairs,
)
