"""Animations as sets of frames: what changes, what repeats, common boxes, centres, durations, fades and cycles of palettes."""

import random
from itertools import groupby, pairwise
from math import gcd

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import WORD_BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import (
    CHANNELS,
    bgr,
    in_line,
    in_rows,
    rgb,
    some_color,
    some_colors,
    some_pixels,
    some_tile,
)

SUBJECT = "animation"
VECTOR = "std::vector<uint8_t>"
WORD_LIST = "std::vector<uint16_t>"
INTS = "const std::vector<int>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _frames(r: random.Random, size: int, most: int = 5, least: int = 1) -> list[int]:
    """Frames of which some are alike."""
    base = some_pixels(r, size, 9, 0.5)
    out = []
    for _ in range(r.randrange(least, most + 1)):
        frame = list(base)
        for _ in range(r.choice((0, 0, 1, 2))):
            frame[r.randrange(size)] = r.randrange(9)
        out += frame
        if r.random() < 0.3:
            base = frame
    return out


def moving_tiles(rng: random.Random) -> Made:
    size = rng.choice((16, 32))
    still = rng.random() < 0.4
    op = "same" if still else "!same"
    body = cpp(
        """
        std::vector<int> out;
        int frames = data.size() / (tiles * @size);
        for (int t = 0; t < tiles; ++t) {
          bool same = true;
          for (int f = 1; f < frames; ++f)
            for (int i = 0; i < @size; ++i) same = same && data[(f * tiles + t) * @size + i] == data[t * @size + i];
          if (@op) out.push_back(t);
        }
        return out;
        """,
        size=size,
        op=op,
    )

    def oracle(data: list[int], tiles: int) -> list[int]:
        frames = in_rows(data, tiles * size)
        return [
            t
            for t in range(tiles)
            if (len({tuple(frame[t * size : (t + 1) * size]) for frame in frames}) == 1) == still
        ]

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(1, 6)
        base = [some_tile(r, size) for _ in range(tiles)]
        data = b""
        for _ in range(r.randrange(1, 4)):
            data += b"".join(r.choice((one, one, one, some_tile(r, size))) for one in base)
        return [data, tiles]

    which = "are the same in all frames" if still else "are not the same in all frames"
    return Made(
        f"std::vector<int> @f({BYTES} data, int tiles)",
        body,
        oracle,
        given,
        (
            f"Animation of frames with `tiles` tiles of {size} bytes each: numbers of the tiles that {which}.",
            f"Write a function that finds out which tiles of an animation {'need no upload' if still else 'have to be uploaded'}. `data` has at least one frame after the other, each of `tiles` tiles of {size} bytes. Return, ascending, the tile numbers (within a frame) that {which}.",
            f"How do I separate {'static' if still else 'moving'} tiles of a sprite animation? frames stored back to back, {size} bytes a tile; I want indexes of tiles that {which}",
            f"Only some tiles change while the fountain runs. Compare all frames tile by tile ({size} bytes) and list those that {which}; there are whole frames only, one or more.",
        ),
    )


def upload_runs(rng: random.Random) -> Made:
    size = rng.choice((32, 16))
    bridge = rng.choice((0, 0, 1))
    body = cpp(
        """
        std::vector<int> runs;
        int tiles = from.size() / @size;
        for (int t = 0; t < tiles; ++t) {
          if (std::equal(from.begin() + t * @size, from.begin() + (t + 1) * @size, to.begin() + t * @size)) continue;
          size_t n = runs.size();
          if (n > 0 && runs[n - 2] + runs[n - 1] @near t) runs[n - 1] = t + 1 - runs[n - 2];
          else runs.insert(runs.end(), {t, 1});
        }
        return runs;
        """,
        size=size,
        near=">= -1 +" if bridge else "==",
    ).replace(">= -1 + t", "+ 1 >= t")

    def oracle(old: list[int], new: list[int]) -> list[int]:
        changed = [a != b for a, b in zip(in_rows(old, size), in_rows(new, size), strict=True)]
        if bridge:
            changed = [
                c or (0 < i < len(changed) - 1 and changed[i - 1] and changed[i + 1]) for i, c in enumerate(changed)
            ]
        out = []
        at = 0
        for value, group in groupby(changed):
            n = len(list(group))
            if value:
                out += [at, n]
            at += n
        return out

    def given(r: random.Random) -> list[object]:
        tiles = r.randrange(0, 9)
        old = [some_tile(r, size) for _ in range(tiles)]
        new = [r.choice((one, bytes([one[0] ^ 1]) + one[1:])) for one in old]
        return [b"".join(old), b"".join(new)]

    gap = (
        "; a single unchanged tile between two changed ones is uploaded along, so that both become one run"
        if bridge
        else ""
    )
    return Made(
        f"std::vector<int> @f({BYTES} from, {BYTES} to)",
        body,
        oracle,
        given,
        (
            f"Two animation frames ({size}-byte tiles, same size): runs of changed tiles as pairs of start and count, flat{gap}.",
            f"Write a function that plans the transfers from one frame of an animation to the next. Both have the same number of whole {size}-byte tiles. Return the maximal runs of tiles that differ, each as the number of its first tile and how many there are, in order{gap}.",
            f"How do I get the DMA list for a frame change? compare {size}-byte tiles of `from` and `to`; output {{first tile, count}} pairs, flat{gap}",
            f"Between two frames only some tiles differ. I need as few copies as possible: start and length in tiles of every contiguous run of different tiles{gap}. Sizes match and are multiples of {size}.",
        ),
    )


def frames_to_durations(rng: random.Random) -> Made:
    loop = rng.random() < 0.3
    body = cpp(
        """
        std::vector<int> out;
        int frames = data.size() / size;
        for (int f = 0; f < frames; ++f) {
          auto frame = data.begin() + f * size;
          if (f > 0 && std::equal(frame, frame + size, frame - size)) ++out.back();
          else out.insert(out.end(), {f, 1});
        }
        @loop
        return out;
        """,
        loop="int last = out.empty() ? 0 : out[out.size() - 2] * size;\nif (out.size() > 2 && std::equal(data.begin(), data.begin() + size, data.begin() + last)) {\n  out[1] += out.back();\n  out.resize(out.size() - 2);\n}"
        if loop
        else "",
    ).replace("\n\n", "\n")

    def oracle(data: list[int], size: int) -> list[int]:
        out: list[list[int]] = []
        at = 0
        groups = [(frame, len(list(group))) for frame, group in groupby(in_rows(data, size))]
        for _, n in groups:
            out.append([at, n])
            at += n
        if loop and len(out) > 1 and groups[0][0] == groups[-1][0]:
            out[0][1] += out.pop()[1]
        return in_line(out)

    again = (
        " As the animation repeats, equal last frames are counted to the first group (if there is more than one group)."
        if loop
        else ""
    )
    return Made(
        f"std::vector<int> @f({BYTES} data, int size)",
        body,
        oracle,
        lambda r: [_frames(r, size := r.randrange(1, 5), 7, 0), size],
        (
            f"Frames of `size` bytes back to back -> first frame number and duration of each group of equal neighbouring frames, flat.{again}",
            f"Write a function that turns a recorded animation into frames with durations. `data` has whole frames of `size` (at least 1) bytes, one a tick. Successive equal frames form a group; return for each group the number of its first frame and the number of its frames.{again}",
            f"How do I collapse repeated frames? out = {{index, count}} for each run of identical frames, flat list.{again} size >= 1, no partial frame",
            f"Captured at 60 Hz, most frames are copies of the one before. I want only distinct neighbours: number of the first frame of a run and how long it stands, alternating.{again}",
        ),
    )


def there_and_back(rng: random.Random) -> Made:
    ends = rng.random() < 0.5
    at = rng.random() < 0.5
    if at:
        body = (
            "if (count == 1) return 0;\nint period = 2 * count - 2, place = tick / hold % period;\nreturn place < count ? place : period - place;"
            if not ends
            else "int period = 2 * count, place = tick / hold % period;\nreturn place < count ? place : period - 1 - place;"
        )
    else:
        body = f"std::vector<int> out = frames;\nfor (int i = static_cast<int>(frames.size()) - {1 if ends else 2}; i >= {0 if ends else 1}; --i) out.push_back(frames[i]);\nreturn out;"

    def order(frames: list[int]) -> list[int]:
        return [*frames, *(frames[::-1] if ends else frames[-2:0:-1])]

    def shown(count: int, hold: int, tick: int) -> int:
        cycle = order(list(range(count)))
        return cycle[tick // hold % len(cycle)]

    rule = "first and last frame are shown twice in a row" if ends else "the first and the last frame are not repeated"
    if at:
        asks = (
            f"Ping-pong animation of `count` frames, `hold` ticks each: frame shown at `tick` (>= 0); {rule} at the turns.",
            f"Write a function that tells which frame of a back-and-forth animation is shown. The frames 0 to count - 1 are shown up and then down again, over and over; {rule}. Each stands for `hold` ticks. count and hold are at least 1, tick at least 0.",
            f"How do I compute the frame index of a ping-pong loop at a tick? {rule}; hold ticks a frame, count >= 1",
            f"My torch animation runs forwards and backwards ({rule}). Given number of frames, ticks per frame (both >= 1) and time, which frame is it? Time isn't negative.",
        )
    else:
        asks = (
            f"One period of a ping-pong animation: the frames forwards, then backwards; {rule}.",
            f"Write a function that makes a looping list out of a one-way animation: the frame numbers in order and then back again, such that in the loop {rule}. An empty list stays empty{'' if ends else ', a single frame stays single'}.",
            f"How do I expand a frame list for back-and-forth play? {rule}; the list will be looped; it may be empty",
            f"The engine only loops forwards, so I write the way back into the list. {rule[0].upper() + rule[1:]} when it starts over. Nothing in, nothing out.",
        )
    return Made(
        "int @f(int count, int hold, int tick)" if at else f"std::vector<int> @f({INTS} frames)",
        body,
        shown if at else order,
        (lambda r: [r.choice((1, 2, 3, 5)), r.choice((1, 2, 8)), r.choice((0, 1, 7, r.randrange(100)))])
        if at
        else (lambda r: [[r.randrange(64) for _ in range(r.randrange(0, 6))]]),
        asks,
    )


def common_box(rng: random.Random) -> Made:
    round_ = rng.choice((1, 8))
    body = cpp(
        """
        int frames = data.size() / (width * height), left = width, top = height, right = 0, bottom = 0;
        for (int i = 0; i < frames * width * height; ++i) {
          if (data[i] == 0) continue;
          int x = i % width, y = i / width % height;
          left = std::min(left, x);
          top = std::min(top, y);
          right = std::max(right, x + 1);
          bottom = std::max(bottom, y + 1);
        }
        if (right == 0) return {0, 0, 0, 0};
        return {left, top, @w, @h};
        """,
        w="right - left" if round_ == 1 else "(right - left + 7) / 8 * 8",
        h="bottom - top" if round_ == 1 else "(bottom - top + 7) / 8 * 8",
    )

    def oracle(data: list[int], width: int, height: int) -> list[int]:
        sheets = [in_rows(frame, width) for frame in in_rows(data, width * height)]
        xs = [x for rows in sheets for row in rows for x, p in enumerate(row) if p]
        ys = [y for rows in sheets for y, row in enumerate(rows) if any(row)]
        if not xs:
            return [0, 0, 0, 0]
        sides = [max(xs) - min(xs) + 1, max(ys) - min(ys) + 1]
        return [min(xs), min(ys), *[-(-side // round_) * round_ for side in sides]]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 13), r.randrange(1, 12)
        data = [0] * (width * height * r.randrange(1, 4))
        for _ in range(r.randrange(0, 4)):
            data[r.randrange(len(data))] = r.randrange(1, 16)
        return [data, width, height]

    up = ", the two sizes rounded up to multiples of 8" if round_ == 8 else ""
    return Made(
        f"std::array<int, 4> @f({BYTES} data, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Smallest box {{x, y, w, h}} that contains all opaque pixels (not 0) of all frames{up}; {{0, 0, 0, 0}} if there are none.",
            f"Write a function that finds the common area of an animation. `data` has frames of width x height pixels, a byte each, row by row, one frame after the other. Return x, y, width, height of the smallest rectangle that covers the pixels other than 0 of every frame{up}; four zeros if all are empty. There is at least one whole frame.",
            f"How do I crop all frames of a sprite equally? union of the bounding boxes (0 = transparent){up}; nothing drawn -> all 0",
            f"Every frame must have the same size after trimming. Over all frames (width * height bytes each, in a row), which rectangle x, y, w, h holds everything that isn't transparent (0){up}? Zeros for a blank animation.",
        ),
    )


def dissolve_frame(rng: random.Random) -> Made:
    side = rng.choice((2, 4))
    matrix = {2: [0, 2, 3, 1], 4: [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]}[side]
    body = f"static const int order[{side * side}] = {{{', '.join(map(str, matrix))}}};\nstd::vector<uint8_t> out = from;\nfor (size_t i = 0; i < out.size(); ++i) {{\n  int x = i % width, y = i / width;\n  if (order[y % {side} * {side} + x % {side}] < step) out[i] = to[i];\n}}\nreturn out;"

    def oracle(a: list[int], b: list[int], width: int, step: int) -> list[int]:
        grid = in_rows(matrix, side)
        out = []
        for y, (one, two) in enumerate(zip(in_rows(a, width), in_rows(b, width), strict=True)):
            line = grid[y % side] * (width // side + 1)
            out += [q if rank < step else p for p, q, rank in zip(one, two, line, strict=False)]
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 7), r.randrange(1, 6)
        return [
            some_pixels(r, width * height, 9),
            some_pixels(r, width * height, 99, 0),
            width,
            r.choice((0, 1, 2, side * side // 2, side * side)),
        ]

    rows = " / ".join(" ".join(map(str, row)) for row in in_rows(matrix, side))
    return Made(
        f"{VECTOR} @f({BYTES} from, {BYTES} to, int width, int step)",
        body,
        oracle,
        given,
        (
            f"Dither dissolve between two indexed pictures of one size (`width` a row), step 0-{side * side}: pixel (x, y) is from `to` if entry (x mod {side}, y mod {side}) of the matrix {rows} is below step, else from `from`.",
            f"Write a function that makes frame number `step` (0 to {side * side}) of a cross-fade by patterns. The matrix has the rows {rows}; a pixel in column x and row y shows the picture `to` if the entry in row y mod {side}, column x mod {side} is smaller than `step`, otherwise `from`. Both pictures have a byte a pixel, row by row, and the same size.",
            f"How do I fade between two screens with a {side}x{side} Bayer pattern? rows of the pattern: {rows}; entry[y % {side}][x % {side}] < step -> new picture; step = {side * side} is all new",
            f"No color math left for a fade, so pixels are exchanged by an ordered pattern ({side}x{side}, row after row: {rows}): those whose entry is less than `step` are taken from `to` already. Return the picture for that step.",
        ),
    )


def loop_of_frames(rng: random.Random) -> Made:
    body = cpp(
        """
        int count = ids.size();
        for (int period = 1; period <= count; ++period) {
          if (@whole) continue;
          bool repeats = true;
          for (int i = period; i < count; ++i) repeats = repeats && ids[i] == ids[i - period];
          if (repeats) return @result;
        }
        return @none;
        """,
        whole="count % period != 0" if (whole := rng.random() < 0.5) else "false",
        result="period" if (length := rng.random() < 0.5) else "{ids.begin(), ids.begin() + period}",
        none="0" if length else "{}",
    ).replace("  if (false) continue;\n", "")

    def oracle(ids: list[int]) -> object:
        for n in range(1, len(ids) + 1):
            if whole and len(ids) % n:
                continue
            if (ids[:n] * (len(ids) // n + 1))[: len(ids)] == ids:
                return n if length else ids[:n]
        return 0 if length else []

    def given(r: random.Random) -> list[object]:
        base = [r.randrange(3) for _ in range(r.randrange(0, 5))]
        ids = base * r.randrange(1, 4) + base[: r.choice((0, 0, 1, 2))]
        if ids and r.random() < 0.2:
            ids[-1] = 7
        return [ids]

    end = "it must be repeated a whole number of times" if whole else "the last repetition may be cut off"
    result = "its length (0 for an empty list)" if length else "it (nothing for an empty list)"
    return Made(
        f"{'int' if length else VECTOR} @f({BYTES} ids)",
        body,
        oracle,
        given,
        (
            f"Shortest start of a frame list whose repetition gives the whole list ({end}); return {result}.",
            f"Write a function that finds the loop in a recorded list of frame numbers: the shortest beginning which, repeated, yields the complete list; {end}. If nothing shorter works, it is the whole list. Return {result}.",
            f"How do I reduce a captured animation to one period? smallest prefix that generates the list by repetition, {end}; give me {result}",
            f"An emulator log shows the frames 3 4 5 3 4 5 3 ...: I want the basic cycle, i.e. the shortest prefix that, repeated, reproduces the log ({end}). Result: {result}.",
        ),
    )


def common_speed(rng: random.Random) -> Made:
    change = rng.random() < 0.5
    body = "int step = 0;\nfor (int d : durations) step = std::gcd(step, d);\n"
    body += (
        "if (step > 1)\n  for (int& d : durations) d /= step;\nreturn step;"
        if change
        else "std::vector<int> frames;\nfor (size_t i = 0; i < durations.size(); ++i) frames.insert(frames.end(), durations[i] / step, i);\nreturn frames;"
    )

    def oracle(durations: list[int]) -> object:
        step = gcd(*durations) if durations else 0
        if change:
            durations[:] = [d // step for d in durations]
            return step
        return [i for i, d in enumerate(durations) for _ in range(d // step)]

    def given(r: random.Random) -> list[object]:
        unit = r.choice((1, 2, 4, 6, 8))
        return [[unit * r.randrange(1, 5) for _ in range(r.randrange(0, 6))]]

    if change:
        asks = (
            "Divide all frame durations by their greatest common divisor, in place, and return it (0 for an empty list).",
            "Write a function that simplifies the timing of an animation: find the largest number of ticks that divides all durations, divide them by it in place and return it. All are at least 1; for an empty list return 0.",
            "How do I factor out a common speed from frame durations? gcd is returned, the list keeps the quotients; empty: 0; durations >= 1",
            "The format has one speed for the whole animation and small counts for the frames. Take the greatest common divisor of the durations as the speed (result) and leave the counts in the list; no frames: 0. Durations are positive.",
        )
    else:
        asks = (
            "Frame durations (>= 1) to a list of frame numbers at constant speed: frame i is repeated duration / gcd of all durations.",
            "Write a function for a format in which every frame is shown equally long. From the durations (ticks, at least 1) of the frames 0, 1, 2 ... make the shortest list that plays the same: frame i occurs as often as its duration divided by the greatest common divisor of all.",
            "How do I convert variable durations to repeated frame indexes? repeat i by d[i] / gcd(all d); d >= 1, may be empty",
            "My target engine has no durations, just a list of frames and one speed. Expand: each frame number as often as needed, using the largest tick length that divides all durations (positive numbers).",
        )
    return Made(
        "int @f(std::vector<int>& durations)" if change else f"std::vector<int> @f({INTS} durations)",
        body,
        oracle,
        given,
        asks,
    )


def other_refresh_rate(rng: random.Random) -> Made:
    a, b = rng.choice(((60, 50), (50, 60), (60, 30), (30, 60)))
    carry = rng.random() < 0.6
    body = cpp(
        """
        std::vector<int> out;
        int total = 0, before = 0;
        for (int d : durations) {
          total += d;
          int end = @round;
          out.push_back(std::max(1, end - before));
          before = end;
        }
        return out;
        """,
        round=f"(total * {b} + {a // 2}) / {a}",
    )
    if not carry:
        body = f"std::vector<int> out;\nfor (int d : durations) out.push_back(std::max(1, (d * {b} + {a // 2}) / {a}));\nreturn out;"

    def oracle(durations: list[int]) -> list[int]:
        def near(n: int) -> int:
            return int((2 * n * b + a) // (2 * a))

        if not carry:
            return [max(1, near(d)) for d in durations]
        sums = [sum(durations[:i]) for i in range(len(durations) + 1)]
        return [max(1, near(y) - near(x)) for x, y in pairwise(sums)]

    rule = (
        f"the end of every frame (sum of durations up to it) is converted, times {b} / {a}, rounded to the nearest (halves up), and its duration is the difference to the converted end before, but at least 1"
        if carry
        else f"each duration becomes duration * {b} / {a}, rounded to the nearest (halves up), but at least 1"
    )
    return Made(
        f"std::vector<int> @f({INTS} durations)",
        body,
        oracle,
        lambda r: [[r.choice((1, 2, 3, 4, 5, 8, r.randrange(1, 30))) for _ in range(r.randrange(0, 7))]],
        (
            f"Animation timing from {a} to {b} ticks a second: {rule}.",
            f"Write a function that adapts the durations of an animation's frames (ticks of 1/{a} second, at least 1) to a system with {b} ticks a second: {rule}. Return the new durations.",
            f"How do I convert frame durations between {a} Hz and {b} Hz? {rule}",
            f"The {'PAL' if b == 50 else 'other'} version runs at {b} Hz instead of {a}. New durations: {rule}. All given ones are positive.",
        ),
    )


def fade_palettes(rng: random.Random) -> Made:
    steps = rng.choice((4, 8, 16))
    to = rng.choice(("black", "white", "target"))
    end = {"black": "0", "white": "31", "target": "(target >> shift & 31)"}[to]
    first = rng.random() < 0.5
    value = f"c + (@e - c) * n / {steps}".replace("@e", end) if to != "black" else f"c - c * n / {steps}"
    body = cpp(
        """
        std::vector<uint16_t> out;
        for (int n = @first; n <= @steps; ++n)
          for (uint16_t color : palette) {
            int mixed = 0;
            for (int shift = 0; shift <= 10; shift += 5) {
              int c = color >> shift & 31;
              mixed |= (@value) << shift;
            }
            out.push_back(mixed);
          }
        return out;
        """,
        first=0 if first else 1,
        steps=steps,
        value=value,
    )

    def oracle(palette: list[int], target: int = 0) -> list[int]:
        goal = {"black": [0, 0, 0], "white": [31, 31, 31], "target": rgb(target)}[to]
        out = []
        for n in range(0 if first else 1, steps + 1):
            for color in palette:
                moved = []
                for c, g in zip(rgb(color), goal, strict=True):
                    way = abs(g - c) * n // steps
                    moved.append(c + way if g > c else c - way)
                out.append(bgr(*moved))
        return out

    goal = {"black": "black", "white": "white", "target": "the color `target`"}[to]
    start = "0 (unchanged)" if first else "1"
    return Made(
        f"{WORD_LIST} @f({WORDS} palette{', uint16_t target' if to == 'target' else ''})",
        body,
        oracle,
        lambda r: [some_colors(r, 3), *((some_color(r),) if to == "target" else ())],
        (
            f"All palettes of a BGR555 fade to {goal}, steps {start} to {steps}, one behind the other: each channel moves n / {steps} of its distance, rounded towards its old value.",
            f"Write a function that precomputes a fade to {goal}. For n from {start} to {steps}, put out all colors of the palette with each channel moved by distance * n / {steps} towards its goal, the moved amount rounded down. {CHANNELS[0].upper()}{CHANNELS[1:]}; bit 15 is 0.",
            f"How do I generate the table for a {steps}-step palette fade to {goal}? n = {start[0]}..{steps}, channel moves floor(|goal - c| * n / {steps}); palettes concatenated",
            f"My game fades by loading ready palettes. Compute them: for step {start[0]} to {steps} the whole palette, every 5-bit channel having covered n / {steps} (without fraction) of its way to {goal}. Bit 15 clear.",
        ),
    )


def cycled_palette(rng: random.Random) -> Made:
    down = rng.random() < 0.5
    many = rng.random() < 0.4
    source = "first + (i + shift) % count" if down else "first + (i + count - shift) % count"
    if many:
        body = f"std::vector<uint16_t> out = palette;\nfor (size_t r = 0; r + 2 < ranges.size(); r += 3) {{\n  int first = ranges[r], count = ranges[r + 1], shift = frame / ranges[r + 2] % count;\n  for (int i = 0; i < count; ++i) out[first + i] = palette[{source}];\n}}\nreturn out;"
    else:
        body = f"std::vector<uint16_t> out = palette;\nint shift = frame / speed % count;\nfor (int i = 0; i < count; ++i) out[first + i] = palette[{source}];\nreturn out;"

    def cycled(palette: list[int], frame: int, first: int, count: int, speed: int) -> list[int]:
        out = list(palette)
        part = palette[first : first + count]
        for _ in range(frame // speed % count):
            part = [*part[1:], part[0]] if down else [part[-1], *part[:-1]]
        out[first : first + count] = part
        return out

    def several(palette: list[int], frame: int, ranges: list[int]) -> list[int]:
        out = list(palette)
        for first, count, speed in [one for one in in_rows(ranges, 3) if len(one) == 3]:
            out[first : first + count] = cycled(palette, frame, first, count, speed)[first : first + count]
        return out

    def given(r: random.Random) -> list[object]:
        colors = [r.randrange(0x8000) for _ in range(10)]
        frame = r.choice((0, 1, 7, 8, r.randrange(500)))
        if many:
            ranges = [1, r.randrange(1, 5), r.choice((1, 4, 8)), 6, r.randrange(1, 5), r.choice((2, 3, 16))]
            return [colors, frame, ranges[: r.choice((0, 3, 6, 6))]]
        first = r.randrange(10)
        return [colors, frame, first, r.randrange(1, 11 - first), r.choice((1, 4, 8, 5))]

    way = (
        "down (the color of first + 1 moves to first, the first to the end)"
        if down
        else "up (the color of first moves to first + 1, the last to the start)"
    )
    which = (
        "each range in `ranges` (triples first, count, speed; they don't overlap)"
        if many
        else "the `count` entries from `first`"
    )
    return Made(
        f"{WORD_LIST} @f({WORDS} palette, int frame, {f'{BYTES} ranges' if many else 'int first, int count, int speed'})",
        body,
        several if many else cycled,
        given,
        (
            f"Palette as it looks at `frame` with color cycling: {which} rotate{'s' if many else ''} one place {way} every `speed` frames.",
            f"Write a function that shows color cycling at a given time. After every `speed` frames, {which} rotate{'s' if many else ''} one place {way}. Return the whole palette as it is in frame `frame` (0 or more; `palette` is frame 0). Ranges are inside the palette, count and speed at least 1.",
            f"How do I preview animated palette entries? frame / speed rotations of {which}, direction: {way}; everything else as given; valid ranges, counts and speeds >= 1",
            f"Water and lava shimmer by rotating colors: {which} every `speed` frames by one, {way}. I want the complete palette for a frame number counted from 0. Arguments are valid.",
        ),
    )


def flash_palette(rng: random.Random) -> Made:
    color = rng.choice((0x7FFF, 0x001F))
    period = rng.choice((2, 4, 8))
    lit = rng.choice((1, 2)) if period > 2 else 1
    keep = rng.random() < 0.6
    test = f"frame % {period} < {lit}" if lit > 1 else f"frame % {period} == 0"
    body = (
        f"if (frame < length && {test})\n  for (int i = {int(keep)}; i < 16; ++i) cgram[line * 16 + i] = 0x{color:04X};"
    )

    def oracle(cgram: list[int], line: int, frame: int, length: int) -> None:
        on = [n for n in range(length) if n % period in range(lit)]
        if frame in on:
            for i in range(len(cgram)):
                if i // 16 == line and (i % 16 or not keep):
                    cgram[i] = color

    name = "white (0x7FFF)" if color == 0x7FFF else "red (0x001F)"
    when = (
        f"in the first {lit} of every {period} frames"
        if lit > 1
        else f"in every {period}th frame (0, {period}, {2 * period} ...)"
    )
    if period == 2:
        when = "in every second frame (0, 2, 4 ...)"
    zero = "all but its color 0" if keep else "all 16 colors"
    return Made(
        f"void @f({WORD_BUFFER} cgram, int line, int frame, int length)",
        body,
        oracle,
        lambda r: [
            [r.randrange(0x8000) for _ in range(64)],
            r.randrange(4),
            r.choice((0, 1, 2, 3, 4, 8, 9)),
            r.choice((0, 4, 9, 30)),
        ],
        (
            f"Hit flash: while frame < length, {when}, set {zero} of palette line `line` (16 colors) to {name}; else change nothing.",
            f"Write a function that shows a hit enemy's palette. `cgram` has lines of 16 colors. As long as `frame` (0 or more) is below `length`, palette line `line` flashes: {when}, {zero} become {name}. In other frames nothing changes.",
            f"How do I preview a blinking palette line? line * 16 ..., {zero} := {name} {when}, only for frame < length",
            f"The damaged boss blinks: {zero} of its palette line turn {name} {when}, counted from the hit, for `length` frames. The CGRAM copy holds the normal colors before the call.",
        ),
    )


def align_feet(rng: random.Random) -> Made:
    side = rng.choice(("bottom", "left", "top"))
    body = cpp(
        """
        int size = width * height, frames = data.size() / size;
        std::vector<uint8_t> out(data.size());
        for (int f = 0; f < frames; ++f) {
          int shift = @most;
          for (int i = 0; i < size; ++i)
            if (data[f * size + i] != 0) shift = std::min(shift, @gap);
          for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
              uint8_t pixel = data[f * size + y * width + x];
              if (pixel != 0) out[f * size + @to] = pixel;
            }
        }
        return out;
        """,
        most="width" if side == "left" else "height",
        gap={"bottom": "height - 1 - i / width", "left": "i % width", "top": "i / width"}[side],
        to={"bottom": "(y + shift) * width + x", "left": "y * width + x - shift", "top": "(y - shift) * width + x"}[
            side
        ],
    )

    def oracle(data: list[int], width: int, height: int) -> list[int]:
        out = []
        for frame in in_rows(data, width * height):
            lines = in_rows(frame, width)
            if side == "left":
                lines = [list(line) for line in zip(*lines, strict=True)]
            full = [any(line) for line in lines]
            if any(full):
                n = full[::-1].index(True) if side == "bottom" else full.index(True)
                blank = [[0] * len(lines[0])] * n
                lines = blank + lines[: len(lines) - n] if side == "bottom" else lines[n:] + blank
            if side == "left":
                lines = [list(line) for line in zip(*lines, strict=True)]
            out += in_line(lines)
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(1, 6)
        data = [0] * (width * height * r.randrange(1, 4))
        for _ in range(r.randrange(0, 6)):
            data[r.randrange(len(data))] = r.randrange(1, 16)
        return [data, width, height]

    task = {
        "bottom": "down until an opaque pixel is in its last row",
        "left": "to the left until an opaque pixel is in its first column",
        "top": "up until an opaque pixel is in its first row",
    }[side]
    return Made(
        f"{VECTOR} @f({BYTES} data, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Move the picture of each frame (width x height bytes, 0 = transparent, back to back) {task}; 0 fills up, empty frames stay.",
            f"Write a function that lines up the frames of an animation: the content of every frame is moved {task}. `data` has whole frames of width x height pixels, a byte each, row by row; 0 is transparent and fills what becomes free. A frame without opaque pixels stays empty.",
            f"How do I align all frames of a walk cycle to the {side}? shift each frame separately {task}; frames back to back, 0 = clear",
            f"Frames jump because the artist wasn't exact. Push the drawing in each frame {task} (nothing is lost, background is 0); blank frames are left blank.",
        ),
    )


def changed_palette_entries(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint16_t> out;
        int frames = palettes.size() / size;
        for (int f = 0; f < frames; ++f) {
          int before = f == 0 ? @zero : f - 1;
          for (int i = 0; i < size; ++i)
            if (palettes[f * size + i] != palettes[before * size + i]) {
              out.push_back(f << 8 | i);
              out.push_back(palettes[f * size + i]);
            }
        }
        return out;
        """,
        zero="frames - 1" if (loop := rng.random() < 0.6) else "0",
    )

    def oracle(palettes: list[int], size: int) -> list[int]:
        frames = in_rows(palettes, size)
        out = []
        for f, now in enumerate(frames):
            old = frames[f - 1] if f or loop else now
            for i, (a, b) in enumerate(zip(old, now, strict=True)):
                if a != b:
                    out += [256 * f + i, b]
        return out

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 5)
        base = [r.randrange(0x8000) for _ in range(size)]
        out = []
        for _ in range(r.randrange(0, 5)):
            base[r.randrange(size)] = r.choice((r.randrange(0x8000), base[0]))
            out += base
        return [out, size]

    first = (
        "the first is compared with the last, as the animation loops"
        if loop
        else "the first has no predecessor and gives nothing"
    )
    return Made(
        f"{WORD_LIST} @f({WORDS} palettes, int size)",
        body,
        oracle,
        given,
        (
            f"Delta list of a palette animation (frames of `size` colors back to back): for each entry that differs from the frame before, the word frame << 8 | index, then the color; {first}.",
            f"Write a function that stores a palette animation as changes. `palettes` has whole frames of `size` (1 to 256) colors one after the other, at most 255 frames. For every frame in order and every entry in order that differs from the preceding frame ({first}), put out two words: frame number * 256 + entry number, and the new color.",
            f"How do I compress animated palettes to a change list? pairs (frame << 8 | index, color) wherever color differs from the previous frame; {first}",
            f"Most colors stay from frame to frame, so I only keep the changes: a word with the frame in its upper and the entry in its lower byte, followed by the color. Concerning frame 0: {first}. Frames and entries ascending.",
        ),
    )


RECIPES = (
    moving_tiles,
    upload_runs,
    frames_to_durations,
    there_and_back,
    common_box,
    dissolve_frame,
    loop_of_frames,
    common_speed,
    other_refresh_rate,
    fade_palettes,
    cycled_palette,
    flash_palette,
    align_feet,
    changed_palette_entries,
)
