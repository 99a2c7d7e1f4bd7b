"""Palettes chosen, compared and tidied: reduced by hand, matched, searched for ramps and free entries; lines swapped and merged."""

import itertools
import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import CHANNELS, bgr, in_rows, rgb, some_color, some_colors

SUBJECT = "palettes"
TOLD = f"{CHANNELS[0].upper()}{CHANNELS[1:]}"
WORD_LIST = "std::vector<uint16_t>"
GAP = "auto gap = [](int a, int b) {\n  int sum = 0;\n  for (int shift = 0; shift <= 10; shift += 5) {\n    int d = (a >> shift & 31) - (b >> shift & 31);\n    sum += d * d;\n  }\n  return sum;\n};\n"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _gap(a: int, b: int) -> int:
    """The squared distance of two colors."""
    return sum((x - y) ** 2 for x, y in zip(rgb(a), rgb(b), strict=True))


def _near(r: random.Random, color: int) -> int:
    return bgr(*[min(31, max(0, v + r.randrange(-2, 3))) for v in rgb(color)])


def popular_colors(rng: random.Random) -> Made:
    tie = rng.choice(("first", "value"))
    body = cpp(
        """
        std::vector<uint16_t> colors;
        std::map<uint16_t, int> uses;
        for (uint16_t pixel : pixels)
          if (uses[pixel]++ == 0) colors.push_back(pixel);
        @sort
        std::stable_sort(colors.begin(), colors.end(), [&](uint16_t a, uint16_t b) { return uses[a] > uses[b]; });
        if (colors.size() > most) colors.resize(most);
        return colors;
        """,
        sort="std::sort(colors.begin(), colors.end());" if tie == "value" else "",
    ).replace("\n\n", "\n")

    def oracle(pixels: list[int], most: int) -> list[int]:
        counts = Counter(pixels)
        ranked = sorted(counts, key=lambda c: (-counts[c], pixels.index(c) if tie == "first" else c))
        return ranked[:most]

    ties = "the one that appears first" if tie == "first" else "the lower value"
    return Made(
        f"{WORD_LIST} @f({WORDS} pixels, size_t most)",
        body,
        oracle,
        lambda r: [
            [r.choice(pool) for _ in range(r.randrange(0, 16))] if (pool := some_colors(r, 7, 2)) else [],
            r.choice((1, 2, 3, 8)),
        ],
        (
            f"The `most` most frequent colors of a BGR555 picture, most frequent first; equally frequent: {ties} first.",
            f"Write a function that builds a palette by popularity. `pixels` are the colors of a picture as words. Return its different colors, the most frequent first and of equally frequent ones {ties} first, but at most `most` of them.",
            f"How do I pick the top n colors of a true-color image (15-bit words)? by count descending, ties: {ties}; fewer if it has fewer",
            f"Crude quantiser for my importer: count how often each 15-bit color occurs and keep the `most` commonest (a tie goes to {ties}). I want them in order of falling frequency.",
        ),
    )


def farthest_first(rng: random.Random) -> Made:
    body = GAP + cpp(
        """
        std::vector<int> chosen{0};
        while (static_cast<int>(chosen.size()) < count) {
          int best = -1, far = 0;
          for (int i = 0; i < static_cast<int>(colors.size()); ++i) {
            int nearest = INT_MAX;
            for (int j : chosen) nearest = std::min(nearest, gap(colors[i], colors[j]));
            if (nearest > far) {
              far = nearest;
              best = i;
            }
          }
          if (best < 0) break;
          chosen.push_back(best);
        }
        @result
        """,
        result="return chosen;"
        if (places := rng.random() < 0.5)
        else "std::vector<uint16_t> out;\nfor (int i : chosen) out.push_back(colors[i]);\nreturn out;",
    )

    def oracle(colors: list[int], count: int) -> list[int]:
        chosen = [0]
        for _ in range(count - 1):
            gaps = [min(_gap(color, colors[j]) for j in chosen) for color in colors]
            if not max(gaps):
                break
            chosen.append(gaps.index(max(gaps)))
        return chosen if places else [colors[i] for i in chosen]

    result = "their indexes" if places else "the colors"
    return Made(
        f"{'std::vector<int>' if places else WORD_LIST} @f({WORDS} colors, int count)",
        body,
        oracle,
        lambda r: [some_colors(r, 7, 1), r.choice((1, 2, 3, 4, 8))],
        (
            f"Pick up to `count` well spread BGR555 colors: start with the first, then always the one whose nearest chosen color is farthest (squared distance, lowest index on ties); stop at distance 0. Return {result} in order of choice.",
            f"Write a function that reduces a list of colors (at least one) to `count` (at least 1) that differ well. The first color is chosen. Then, again and again, that color is added whose distance to the nearest chosen one is largest, the first of equals, until `count` are chosen or every color has distance 0. The distance is the sum of the squared differences of the channels; {CHANNELS}. Return {result} in the order chosen.",
            f"How do I do farthest-point palette reduction on 15-bit colors? seed = colors[0], metric dr^2 + dg^2 + db^2, ties to the lower index, end when nothing new is left; output {result}",
            f"Instead of popular colors I want different ones. Beginning with entry 0, keep taking the entry that is worst represented so far (greatest minimum squared RGB distance to those taken, earliest wins), up to `count` or until all are represented exactly. Give me {result}, in the order they were taken.",
        ),
    )


def merge_similar_colors(rng: random.Random) -> Made:
    keep = rng.random() < 0.5
    body = GAP + cpp(
        """
        std::vector<int> table;
        std::vector<uint16_t> kept;
        for (uint16_t color : palette) {
          size_t i = @start;
          while (i < kept.size() && gap(kept[i], color) > limit) ++i;
          if (i >= kept.size()) {
            i = kept.size();
            kept.push_back(color);
          }
          table.push_back(i);
        }
        palette = kept;
        return table;
        """,
        start="kept.empty() ? 0 : 1" if keep else "0",
    )

    def oracle(palette: list[int], limit: int) -> list[int]:
        kept: list[int] = []
        table = []
        for color in palette:
            fits = [i for i, one in enumerate(kept) if _gap(one, color) <= limit and (i or not keep)]
            if not fits:
                kept.append(color)
            table.append(fits[0] if fits else len(kept) - 1)
        palette[:] = kept
        return table

    def given(r: random.Random) -> list[object]:
        colors = some_colors(r, 4, 1)
        return [[_near(r, r.choice(colors)) for _ in range(r.randrange(1, 9))], r.choice((0, 1, 3, 6, 12))]

    zero = " Entry 0 is transparent: nothing merges with it." if keep else ""
    return Made(
        f"std::vector<int> @f({WORD_BUFFER} palette, int limit)",
        body,
        oracle,
        given,
        (
            f"Merge similar BGR555 colors: each joins the first kept color within squared distance `limit`, else is kept itself. Palette = kept colors, result = old index -> new index.{zero}",
            f"Write a function that thins out a palette. Go through the colors in order; if the squared distance (sum of the squared channel differences) to a color kept so far is at most `limit`, the color is represented by the first such one, otherwise it is kept. Afterwards `palette` has the kept colors in order, and the result gives the new index for each old one. {TOLD}.{zero}",
            f"How do I combine nearly equal palette entries and get a pixel remap table? threshold: dr^2 + dg^2 + db^2 <= limit against kept entries, first match wins; palette shrinks in place.{zero}",
            f"After a JPEG accident my palette is full of near duplicates. Keep a color only if none of those kept before is within `limit` (squared RGB distance, 5-bit channels); give me the renumbering for the pixels and leave the shorter palette in the vector.{zero}",
        ),
    )


def nearest_entries(rng: random.Random) -> Made:
    first = rng.choice((0, 1))
    weights = rng.choice(((1, 1, 1), (2, 4, 3), (3, 6, 1)))
    body = cpp(
        """
        static const int weights[3] = {@weights};
        std::vector<uint8_t> out;
        for (uint16_t pixel : pixels) {
          int best = @first, least = INT_MAX;
          for (size_t i = @first; i < palette.size(); ++i) {
            int sum = 0;
            for (int c = 0; c < 3; ++c) {
              int d = (pixel >> 5 * c & 31) - (palette[i] >> 5 * c & 31);
              sum += weights[c] * d * d;
            }
            if (sum < least) {
              least = sum;
              best = i;
            }
          }
          out.push_back(@put);
        }
        return out;
        """,
        weights=", ".join(map(str, weights)),
        first=first,
        put="pixel & 0x8000 ? 0 : best" if (clear := first == 1) else "best",
    )

    def oracle(pixels: list[int], palette: list[int]) -> list[int]:
        out = []
        for pixel in pixels:
            gaps = [
                (sum(w * (x - y) ** 2 for w, x, y in zip(weights, rgb(pixel), rgb(color), strict=True)), i)
                for i, color in enumerate(palette)
            ]
            out.append(0 if clear and pixel >= 0x8000 else min(gaps[first:])[1])
        return out

    def given(r: random.Random) -> list[object]:
        palette = some_colors(r, 6, 2)
        return [
            [
                _near(r, r.choice((*palette, some_color(r)))) | r.choice((0, 0, 0x8000 if clear else 0))
                for _ in range(r.randrange(1, 9))
            ],
            palette,
        ]

    metric = "+".join(f"{w}*d{c}^2" if w > 1 else f"d{c}^2" for w, c in zip(weights, "rgb", strict=True)).replace(
        "+", " + "
    )
    trans = (
        " Pixels with bit 15 set are transparent and become 0; entry 0 is never chosen for the others." if clear else ""
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} pixels, {WORDS} palette)",
        body,
        oracle,
        given,
        (
            f"Index a BGR555 picture with a given palette: nearest entry by {metric}, lowest on ties.{trans}",
            f"Write a function that converts 15-bit pixels to palette indexes. For each pixel take the entry with the smallest {metric} (differences of the 5-bit channels), the lowest index of several. {TOLD}.{trans} The palette has at least two colors.",
            f"How do I remap a 15-bit image onto a fixed palette? metric {metric}; ties to the lower index.{trans} 2 or more entries",
            f"A screenshot in 15-bit color shall use the game's palette: each pixel becomes the number of the entry that is closest ({metric}; first of equals).{trans} There are two entries or more.",
        ),
    )


def mixing_pair(rng: random.Random) -> Made:
    own = rng.random() < 0.5
    body = cpp(
        """
        int best = INT_MAX;
        std::array<int, 2> pair{-1, -1};
        for (int i = 0; i < static_cast<int>(palette.size()); ++i)
          for (int j = @start; j < static_cast<int>(palette.size()); ++j) {
            int error = 0;
            for (int shift = 0; shift <= 10; shift += 5)
              error += std::abs((palette[i] >> shift & 31) + (palette[j] >> shift & 31) - 2 * (target >> shift & 31));
            if (error < best) {
              best = error;
              pair = {i, j};
            }
          }
        return pair;
        """,
        start="i" if own else "i + 1",
    )

    def oracle(palette: list[int], target: int) -> list[int]:
        ranked = []
        for j, b in enumerate(palette):
            for i, a in enumerate(palette[: j + own]):
                error = sum(abs(x + y - 2 * t) for x, y, t in zip(rgb(a), rgb(b), rgb(target), strict=True))
                ranked.append((error, i, j))
        return list(min(ranked)[1:]) if ranked else [-1, -1]

    which = "i <= j, one color may stand for both" if own else "i < j"
    none = "an empty palette" if own else "fewer than two colors"
    return Made(
        f"std::array<int, 2> @f({WORDS} palette, uint16_t target)",
        body,
        oracle,
        lambda r: [some_colors(r, 6), some_color(r)],
        (
            f"Best checkerboard pair for a BGR555 color: {{i, j}} with {which}, minimal sum over channels of |a + b - 2 * target|; ties: lowest i, then j; {none}: {{-1, -1}}.",
            f"Write a function that finds two palette entries whose checkerboard mixture looks like `target`. For entries i and j ({which}) the error is the sum over red, green and blue of |channel i + channel j - 2 * channel of target|. Return the pair with the least error, of several that with the lowest i, then the lowest j; {{-1, -1}} for {none}. {TOLD}.",
            f"How do I fake a missing color by dithering two palette colors 50:50? search {which} minimising |a + b - 2t| summed over r, g, b (5 bits each); first pair in (i, j) order wins, {none} -> {{-1, -1}}",
            f"My palette has no free entry, so I dither. Which two entries ({which}) average closest to `target`, judged by the sum of |x + y - 2 * t| over the three channels? Equal: smaller i, then smaller j. For {none} return minus one twice.",
        ),
    )


def widest_channel(rng: random.Random) -> Made:
    split = rng.random() < 0.6
    body = cpp(
        """
        int best = -1, axis = 0;
        for (int c = 0; c < 3; ++c) {
          int low = 31, high = 0;
          for (uint16_t color : colors) {
            low = std::min(low, color >> 5 * c & 31);
            high = std::max(high, color >> 5 * c & 31);
          }
          if (high - low > best) {
            best = high - low;
            axis = c;
          }
        }
        """
    )
    if split:
        body += "\nstd::stable_sort(colors.begin(), colors.end(), [&](int a, int b) { return (a >> 5 * axis & 31) < (b >> 5 * axis & 31); });\nreturn axis;"
    else:
        body += "\nreturn {axis, best};"

    def oracle(colors: list[int]) -> object:
        spans = [max(part) - min(part) for part in zip(*map(rgb, colors), strict=True)]
        axis = spans.index(max(spans))
        colors[:] = [c for _, _, c in sorted((rgb(c)[axis], i, c) for i, c in enumerate(colors))]
        return axis if split else [axis, max(spans)]

    result = "return it and sort the colors stably by it, ascending" if split else "return it and that difference"
    return Made(
        f"int @f({WORD_BUFFER} colors)" if split else f"std::array<int, 2> @f({WORDS} colors)",
        body,
        oracle,
        lambda r: [some_colors(r, 7, 1) if r.random() < 0.7 else [_near(r, 0x3DEF) for _ in range(5)]],
        (
            f"{'Median cut, first step' if split else 'Color box'}: which channel (0 red, 1 green, 2 blue) of the BGR555 colors has the largest max - min (lowest on ties)? {result[0].upper() + result[1:]}.",
            f"Write a function that finds the channel in which a list of colors (at least one) is spread widest, that is, with the largest difference between its greatest and its smallest value: 0 for red, 1 for green, 2 for blue, the lowest of several. {result[0].upper() + result[1:]}. {TOLD}.",
            f"How do I choose the split axis for median cut with SNES colors? widest of r, g, b, ties r before g before b; {result}; list not empty",
            f"I quantise by hand, box by box. For the colors of a box (never empty) determine the channel with the biggest range (red first, then green, then blue if equal; numbered 0, 1, 2): {result}.",
        ),
    )


def ramps_in_palette(rng: random.Random) -> Made:
    weights = rng.choice(((1, 1, 1), (2, 5, 1)))
    sum_ = " + ".join(f"{w} * {c}" if w > 1 else c for w, c in zip(weights, "rgb", strict=True))
    down = rng.random() < 0.4
    body = cpp(
        """
        auto light = [](int c) {
          int r = c & 31, g = c >> 5 & 31, b = c >> 10 & 31;
          return @sum;
        };
        std::vector<int> runs;
        int count = palette.size();
        for (int i = 0; i < count;) {
          int end = i + 1;
          while (end < count && light(palette[end]) @op light(palette[end - 1])) ++end;
          if (end - i >= least) runs.insert(runs.end(), {i, end - i});
          i = end;
        }
        return runs;
        """,
        sum=sum_,
        op="<" if down else ">",
    )

    def oracle(palette: list[int], least: int) -> list[int]:
        lights = [sum(w * v for w, v in zip(weights, rgb(c), strict=True)) for c in palette]
        cuts = [
            i
            for i in range(len(palette) + 1)
            if i in (0, len(palette)) or not (lights[i] < lights[i - 1] if down else lights[i] > lights[i - 1])
        ]
        return [v for a, b in itertools.pairwise(cuts) if b - a >= least for v in (a, b - a)]

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        while len(out) < r.choice((0, 5, 9)):
            base = r.randrange(1, 8)
            steps = [bgr(base * k, base * k // 2, 3 * k) for k in range(1, r.randrange(2, 5))]
            out += steps[::-1] if r.random() < 0.5 else steps
        return [out, r.choice((1, 2, 2, 3))]

    way = "darker" if down else "brighter"
    return Made(
        f"std::vector<int> @f({WORDS} palette, int least)",
        body,
        oracle,
        given,
        (
            f"Find shading ramps in a BGR555 palette: maximal runs of entries each {way} than the one before (brightness {sum_}), at least `least` long. Return start and length of each, flat.",
            f"Write a function that detects ramps in a palette. The brightness of a color is {sum_} of its channels ({CHANNELS}). A ramp is a run of neighbouring entries, as long as possible, in which each is {way} than its predecessor; a single entry is a run of length 1. Return start index and length of every run of at least `least` (>= 1) entries, in order.",
            f"How do I find strictly {'falling' if down else 'rising'} brightness runs in a palette? L = {sum_}; split wherever the next entry isn't {way}; report {{start, length}} pairs, flat, with length >= least (>= 1)",
            f"Palette inspector: mark the shading ramps, i.e. consecutive entries getting {way} at each step by {sum_}. Every entry belongs to exactly one run; list start and length of those with `least` (1 or more) entries or more.",
        ),
    )


def unused_palette_entries(rng: random.Random) -> Made:
    fill = rng.random() < 0.5
    first = rng.choice((0, 1))
    if fill:
        end = f"for (size_t i = {first}; i < palette.size(); ++i)\n  if (!used[i]) palette[i] = color;"
        body = f"std::vector<bool> used(256);\nfor (uint8_t pixel : pixels) used[pixel] = true;\n{end}"
    else:
        end = f"std::vector<int> free;\nfor (int i = {first}; i < size; ++i)\n  if (!used[i]) free.push_back(i);\nreturn free;"
        body = f"std::vector<bool> used(256);\nfor (uint8_t pixel : pixels) used[pixel] = true;\n{end}"

    def listed(pixels: list[int], size: int) -> list[int]:
        return sorted(set(range(first, size)) - set(pixels))

    def filled(palette: list[int], pixels: list[int], color: int) -> None:
        for i in listed(pixels, len(palette)):
            palette[i] = color

    def given(r: random.Random) -> list[object]:
        size = r.choice((4, 8, 16))
        pixels = [r.randrange(size + 2) for _ in range(r.randrange(0, 14))]
        return [some_colors(r, size, size), pixels, r.choice((0, 0x7C1F, 0x7FFF))] if fill else [pixels, size]

    skip = "Entry 0 doesn't count as unused." if first else "Entry 0 is treated like the others."
    task = (
        "set every palette entry that no pixel uses to `color`"
        if fill
        else "list the palette indexes below `size` that no pixel uses, ascending"
    )
    return Made(
        f"void @f({WORD_BUFFER} palette, {BYTES} pixels, uint16_t color)"
        if fill
        else f"std::vector<int> @f({BYTES} pixels, int size)",
        body,
        filled if fill else listed,
        given,
        (
            f"{task[0].upper() + task[1:]}. {skip} {'At most 256 entries.' if fill else 'size <= 256.'}",
            f"Write a function that looks for free palette entries: {task}. `pixels` are palette indexes, a byte each; some may lie beyond the palette. {skip} {'A palette has at most 256 colors.' if fill else '`size` is at most 256.'}",
            f"How do I {'mark unused colors, e.g. in magenta' if fill else 'find out which colors of a palette a sprite leaves free'}? {task}; {skip[0].lower() + skip[1:-1]}; {'palette of 256 or less' if fill else 'size up to 256'}",
            f"The palette window {'paints over' if fill else 'lists'} what the picture doesn't need: {task}. {skip} Pixels are one byte each, values outside the palette are possible, and it never has more than 256 entries.",
        ),
    )


def swap_palette_lines(rng: random.Random) -> Made:
    size = rng.choice((16, 4))
    body = cpp(
        """
        std::swap_ranges(cgram.begin() + a * @size, cgram.begin() + (a + 1) * @size, cgram.begin() + b * @size);
        for (uint16_t& word : map) {
          int line = word >> 10 & 7;
          if (line == a) line = b;
          else if (line == b) line = a;
          word = (word & 0xE3FF) | line << 10;
        }
        """,
        size=size,
    )
    keep = rng.random() < 0.4
    if keep:
        body = body.replace(f"cgram.begin() + a * {size},", f"cgram.begin() + a * {size} + 1,", 1).replace(
            f"cgram.begin() + b * {size})", f"cgram.begin() + b * {size} + 1)", 1
        )

    def oracle(cgram: list[int], map_: list[int], a: int, b: int) -> None:
        lines = in_rows(cgram, size)
        old = [line[:] for line in lines]
        start = int(keep)
        lines[a][start:], lines[b][start:] = old[b][start:], old[a][start:]
        cgram[:] = [c for line in lines for c in line]
        name = {a: b, b: a}
        for i, word in enumerate(map_):
            digits = f"{word:016b}"
            line = int(digits[3:6], 2)
            map_[i] = int(f"{digits[:3]}{name.get(line, line):03b}{digits[6:]}", 2)

    def given(r: random.Random) -> list[object]:
        a, b = r.sample(range(4), 2)
        return [
            [r.randrange(0x8000) for _ in range(8 * size)],
            [r.getrandbits(13) & 0xFFF | r.getrandbits(3) << 13 for _ in range(r.randrange(6))],
            a,
            b,
        ]

    zero = f" Color 0 of each line stays where it is{' (transparent)' if size == 16 else ''}." if keep else ""
    return Made(
        f"void @f({WORD_BUFFER} cgram, {WORD_BUFFER} map, int a, int b)",
        body,
        oracle,
        given,
        (
            f"Swap palette lines a and b ({size} colors each) in CGRAM and in the tilemap words (palette in bits 10-12), so that the screen looks the same.{zero}",
            f"Write a function that exchanges two palettes of {size} colors, numbers `a` and `b` (0-7, different), in a copy of CGRAM (words, palette n at color n * {size}), and adapts the words of a tilemap: bits 10 to 12, the palette number, change from a to b and from b to a; everything else stays.{zero}",
            f"How do I reorder {size}-color palettes, swapping a and b, and keep the BG map right? cgram as words, map words vhopppcc cccccccc.{zero}",
            f"The palette list can be rearranged by dragging one line onto another. The {size} colors of line a and line b change places, and each map word that uses one of them (ppp) now uses the other.{zero} Both are valid and different.",
        ),
    )


def merge_equal_palettes(rng: random.Random) -> Made:
    size = rng.choice((4, 16))
    skip = rng.random() < 0.5
    body = cpp(
        """
        int changed = 0;
        for (uint16_t& word : map) {
          int line = word >> 10 & 7, same = 0;
          while (!std::equal(cgram.begin() + line * @size@plus, cgram.begin() + (line + 1) * @size, cgram.begin() + same * @size@plus)) ++same;
          if (same != line) ++changed;
          word = (word & 0xE3FF) | same << 10;
        }
        return changed;
        """,
        size=size,
        plus=" + 1" if skip else "",
    )

    def oracle(cgram: list[int], map_: list[int]) -> int:
        lines = [tuple(line[int(skip) :]) for line in in_rows(cgram, size)]
        first = [lines.index(line) for line in lines]
        old = list(map_)
        map_[:] = [word + (first[word // 1024 % 8] - word // 1024 % 8) * 1024 for word in map_]
        return sum(a != b for a, b in zip(old, map_, strict=True))

    def given(r: random.Random) -> list[object]:
        base = [[r.randrange(0x8000) for _ in range(size - 1)] for _ in range(3)]
        cgram: list[int] = []
        for _ in range(8):
            cgram += [r.choice((0, 0, 0x7FFF)), *r.choice(base)]
        return [cgram, [r.getrandbits(16) for _ in range(r.randrange(7))]]

    equal = "in all colors but the first, transparent one" if skip else "in all colors"
    return Made(
        f"int @f({WORDS} cgram, {WORD_BUFFER} map)",
        body,
        oracle,
        given,
        (
            f"Eight palettes of {size} colors: let each map word (palette in bits 10-12) use the lowest-numbered palette that equals its own {equal}. Return how many words changed.",
            f"Write a function that makes a tilemap use as few palettes as possible. `cgram` has 8 palettes of {size} colors. Two are the same if they agree {equal}. Replace the palette number (bits 10 to 12) of each word by the lowest number of a palette that is the same; other bits stay. Return the number of words that changed.",
            f"How do I free duplicate palettes? 8 * {size} words of CGRAM, equality {equal}; words vhopppcc cccccccc get the first equal palette; result: changed words",
            f"Several of my 8 palettes ({size} colors each) are the same {equal}. Redirect the map's cells to the first of equal ones, so that the rest can be reused, and tell me how many cells were touched.",
        ),
    )


def colors_of_tile_by_palette(rng: random.Random) -> Made:
    distinct = rng.random() < 0.5
    size = rng.choice((4, 16))
    body = cpp(
        """
        std::set<uint16_t> colors;
        for (size_t i = 0; i < pixels.size(); ++i)
          if (pixels[i] % @size != 0) colors.insert(cgram[lines[i / 64] * @size + pixels[i] % @size]);
        return @result;
        """,
        size=size,
        result="{colors.begin(), colors.end()}" if distinct else "colors.size()",
    )

    def oracle(pixels: list[int], lines: list[int], cgram: list[int]) -> object:
        seen = set()
        for line, tile in zip(lines, in_rows(pixels, 64), strict=True):
            seen |= {cgram[size * line + p % size] for p in tile if p % size}
        return sorted(seen) if distinct else len(seen)

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(0, 3)
        few = [r.choice((0, 1, 2, size + 1)) for _ in range(3)]
        return [
            [r.choice(few) for _ in range(64 * tiles)],
            [r.randrange(8) for _ in range(tiles)],
            [r.choice((1, 2, 0x7FFF, r.randrange(0x8000))) for _ in range(8 * size)],
        ]

    result = (
        "the different colors on the screen, in ascending order"
        if distinct
        else "how many different colors are on the screen"
    )
    return Made(
        f"{WORD_LIST if distinct else 'int'} @f({BYTES} pixels, {BYTES} lines, {WORDS} cgram)",
        body,
        oracle,
        given,
        (
            f"Tiles as 64 pixel bytes each, palette line per tile in `lines`, {size} colors a line in `cgram`: {result}. Pixels that are 0 modulo {size} are transparent.",
            f"Write a function that determines {result}. `pixels` has 64 bytes for each tile, `lines` a palette number (0-7) for each tile, `cgram` 8 lines of {size} color words. A pixel p whose remainder p % {size} is 0 is transparent and shows nothing; otherwise it shows color p % {size} of its tile's line. Equal words are one color, whichever line they come from.",
            f"How do I count real colors of a picture with several palettes? cgram[lines[tile] * {size} + p % {size}] over opaque pixels (p % {size} != 0), I want {result}",
            f"Magazine ads claim 256 colors; I want to know {result}. Tiles are 64 bytes of pixels (only modulo {size} matters, 0 is clear), each with its own line of the eight in CGRAM, and the same word in two lines is one color.",
        ),
    )


def palette_distance(rng: random.Random) -> Made:
    worst = rng.random() < 0.5
    first = rng.choice((0, 1))
    body = f"int {'worst' if worst else 'sum'} = 0;\nfor (size_t i = {first}; i < std::min(a.size(), b.size()); ++i) {{\n  int d = 0;\n  for (int shift = 0; shift <= 10; shift += 5) d += std::abs((a[i] >> shift & 31) - (b[i] >> shift & 31));\n  {'worst = std::max(worst, d);' if worst else 'sum += d;'}\n}}\nreturn {'worst' if worst else 'sum'};"

    def oracle(a: list[int], b: list[int]) -> int:
        gaps = [sum(abs(x - y) for x, y in zip(rgb(p), rgb(q), strict=True)) for p, q in zip(a, b, strict=False)]
        return max(gaps[first:], default=0) if worst else sum(gaps[first:])

    def given(r: random.Random) -> list[object]:
        a = some_colors(r, 7)
        return [a, [_near(r, c) for c in a][: r.choice((99, 3))] + some_colors(r, 2)]

    zero = " Entry 0 does not count." if first else ""
    what = "the largest" if worst else "the sum of all"
    return Made(
        f"int @f({WORDS} a, {WORDS} b)",
        body,
        oracle,
        given,
        (
            f"How different are two BGR555 palettes: {what} |dr| + |dg| + |db| over entries that both have.{zero}",
            f"Write a function that compares two palettes entry by entry, as far as both have entries. The distance of two colors is |red difference| + |green difference| + |blue difference| of the 5-bit channels ({CHANNELS}). Return {what} distances{', 0 if there is no pair' if worst else ''}.{zero}".replace(
                "the largest distances", "the largest distance"
            ),
            f"How do I measure the similarity of two SNES palettes? {'max' if worst else 'sum'} over i of |dr| + |dg| + |db|, i below both sizes, 0 without pairs.{zero}",
            f"To sort palettes by likeness I need a number for two of them: {what} channel-difference sum{'s' if not worst else ''} (r, g and b added) of entries with the same index. The longer one's surplus is ignored, nothing to compare gives 0.{zero}",
        ),
    )


def histogram_of_channel(rng: random.Random) -> Made:
    bins = rng.choice((8, 4, 16))
    part = rng.choice(("red", "green", "blue", "brightness"))
    shift = {"red": 0, "green": 5, "blue": 10, "brightness": 0}[part]
    wide = 32 // bins
    if part == "brightness":
        value = "((c & 31) + (c >> 5 & 31) + (c >> 10 & 31)) / 3"
    else:
        value = f"(c >> {shift} & 31)".replace("c >> 0", "c")
    body = f"std::vector<int> counts({bins});\nfor (int c : pixels) ++counts[{value} / {wide}];\nreturn counts;"
    if part == "brightness":
        body = body.replace("/ 3 /", f"/ {3 * wide} #").replace(f"# {wide}", "").replace(" ]", "]")

    def oracle(pixels: list[int]) -> list[int]:
        index = {"red": 0, "green": 1, "blue": 2}
        values = [sum(rgb(c)) // 3 if part == "brightness" else rgb(c)[index[part]] for c in pixels]
        return [sum(n * wide <= v < n * wide + wide for v in values) for n in range(bins)]

    what = "(red + green + blue) / 3, rounded down," if part == "brightness" else part
    return Made(
        f"std::vector<int> @f({WORDS} pixels)",
        body,
        oracle,
        lambda r: [some_colors(r, 12)],
        (
            f"Histogram of {part} over BGR555 pixels: {bins} bins of {wide} levels{' ((r + g + b) / 3, floor)' if part == 'brightness' else ''}.",
            f"Write a function that counts how the values of {what} are distributed among the pixels of a picture in 15-bit color. The values 0 to 31 fall into {bins} classes of {wide} neighbouring values; return the {bins} counts, lowest class first. {TOLD}; bit 15 means nothing.",
            f"How do I draw a {part} histogram with {bins} columns for 15-bit pixels? column = {'floor((r + g + b) / 3)' if part == 'brightness' else part} / {wide}, counts from low to high",
            f"The levels dialog of my editor shows {bins} bars for {part}: each pixel (SNES color word) adds one to the bar of its value{', which is the mean of the three channels without fraction' if part == 'brightness' else ''}, {wide} values a bar. Return the bars' heights.",
        ),
    )


def recolor_by_table(rng: random.Random) -> Made:
    report = rng.random() < 0.5
    body = cpp(
        """
        @count
        for (uint16_t& color : palette)
          for (size_t i = 0; i + 1 < table.size(); i += 2)
            if ((color & 0x7FFF) == (table[i] & 0x7FFF)) {
              color = (color & 0x8000) | (table[i + 1] & 0x7FFF);
              @add
              break;
            }
        @ret
        """,
        count="int count = 0;" if report else "",
        add="++count;" if report else "",
        ret="return count;" if report else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(palette: list[int], table: list[int]) -> int:
        names: dict[int, int] = {}
        for old, new in zip(table[::2], table[1::2], strict=False):
            names.setdefault(old % 0x8000, new % 0x8000)
        count = 0
        for i, color in enumerate(palette):
            top, low = divmod(color, 0x8000)
            if low in names:
                palette[i] = 0x8000 * top + names[low]
                count += 1
        return count

    def given(r: random.Random) -> list[object]:
        pool = some_colors(r, 5, 3)
        mark = [0, 0, 0x8000]
        return [
            [r.choice(pool) | r.choice(mark) for _ in range(r.randrange(8))],
            [r.choice(pool) | r.choice(mark) for _ in range(r.randrange(8))],
        ]

    count = " Return how many entries were replaced." if report else ""
    return Made(
        f"{'int' if report else 'void'} @f({WORD_BUFFER} palette, {WORDS} table)",
        body,
        oracle,
        given,
        (
            f"Replace colors by a table of pairs old, new (first match wins, one replacement per entry); compare and replace bits 0-14, keep bit 15; an odd last word is ignored.{count}",
            f"Write a function that recolors a palette. `table` lists pairs of words: a color and what it becomes. Each entry of `palette` that equals the first color of a pair in its lower 15 bits gets the lower 15 bits of the second one; its bit 15 stays. If several pairs fit, the first counts, and the new color isn't looked up again. A single word at the end of the table means nothing.{count}",
            f"How do I apply a from/to color list to a palette, without chaining replacements? pairs flat in a vector, lower 15 bits matter, bit 15 of the entry is preserved, first pair wins.{count}",
            f"For shiny variants I have a list 'this color turns into that one' as flat word pairs (a lone last word is ignored). Every palette entry is replaced at most once, by the first pair whose old color it has; the top bits of the words are not part of the colors, and the entry keeps its own.{count}",
        ),
    )


def pixels_after_palette_insert(rng: random.Random) -> Made:
    remove = rng.random() < 0.5
    size = rng.choice((16, 8))
    if remove:
        body = f"palette.erase(palette.begin() + at);\npalette.push_back(0);\nfor (uint8_t& pixel : pixels)\n  if (pixel == at) pixel = 0;\n  else if (pixel > at && pixel < {size}) --pixel;"
    else:
        body = f"palette.insert(palette.begin() + at, color);\npalette.pop_back();\nfor (uint8_t& pixel : pixels)\n  if (pixel == {size - 1}) pixel = 0;\n  else if (pixel >= at && pixel < {size - 1}) ++pixel;"

    def oracle(palette: list[int], pixels: list[int], at: int, color: int = 0) -> None:
        order = list(range(size))
        order = [*order[:at], *order[at + 1 :], -1] if remove else [*order[:at], -1, *order[at:-1]]
        palette[:] = [palette[old] if old >= 0 else color for old in order]
        table = {old: new for new, old in enumerate(order)}
        pixels[:] = [table.get(p, 0) if p < size else p for p in pixels]

    def given(r: random.Random) -> list[object]:
        return [
            some_colors(r, size, size),
            [r.randrange(size + 1) for _ in range(r.randrange(10))],
            r.randrange(1, size),
            *(() if remove else (some_color(r),)),
        ]

    task = (
        "entry `at` (not 0) is taken out, later entries move down by one and 0 (black) comes last"
        if remove
        else f"`color` is put in before entry `at` (1 to {size - 1}), entries from there on move up by one and the last one is lost"
    )
    lost = "pixels of the removed entry" if remove else "pixels of the lost entry"
    return Made(
        f"void @f({WORD_BUFFER} palette, {BUFFER} pixels, int at{'' if remove else ', uint16_t color'})",
        body,
        oracle,
        given,
        (
            f"{size}-color palette: {task}. Renumber the pixels so that they keep their colors; {lost} become 0, pixels >= {size} stay.",
            f"Write a function that changes a palette of {size} colors and keeps a picture right: {task}. The indexes in `pixels` are adapted so that each pixel keeps its color; {lost} become 0 (transparent), and values of {size} or more are left alone.",
            f"How do I {'delete a palette entry' if remove else 'insert a color into the middle of a palette'} without recoloring the sprite? {task}; fix the pixel bytes, {lost} -> 0, pixel >= {size} untouched",
            f"In the palette editor {'Del removes' if remove else 'Ins adds'} a color: {task}. Pixels below {size} follow their color to its new place ({lost} turn transparent, 0); others don't change.",
        ),
    )


RECIPES = (
    popular_colors,
    farthest_first,
    merge_similar_colors,
    nearest_entries,
    mixing_pair,
    widest_channel,
    ramps_in_palette,
    unused_palette_entries,
    swap_palette_lines,
    merge_equal_palettes,
    colors_of_tile_by_palette,
    palette_distance,
    histogram_of_channel,
    recolor_by_table,
    pixels_after_palette_insert,
)
