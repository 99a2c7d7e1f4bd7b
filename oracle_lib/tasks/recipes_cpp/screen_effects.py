"""Effects of the whole screen: bars and wipes by lines, shaking, flashes, splits, free HDMA channels, orders of cells."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def letterbox_table(rng: random.Random) -> Made:
    lines = rng.choice((224, 239))
    dark = rng.choice((0x00, 0x80))
    body = cpp(
        """
        std::vector<uint8_t> table;
        auto add = [&](int lines, uint8_t value) {
          for (; lines > 0; lines -= 127) {
            table.push_back(std::min(lines, 127));
            table.push_back(value);
          }
        };
        add(bar, @dark);
        add(@lines - 2 * bar, 0x0F);
        add(bar, @dark);
        table.push_back(0);
        return table;
        """,
        dark=hexadecimal(dark),
        lines=lines,
    )

    def oracle(bar: int) -> list[int]:
        if not 0 <= bar <= (lines - 1) // 2:
            raise ValueError("no bar")
        values = [dark] * bar + [15] * (lines - 2 * bar) + [dark] * bar
        out: list[int] = []
        count = 0
        for i, one in enumerate(values):
            count += 1
            if i + 1 == len(values) or values[i + 1] != one or count == 127:
                out += [count, one]
                count = 0
        return [*out, 0]

    return Made(
        "std::vector<uint8_t> @f(int bar)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 16, 48, (lines - 1) // 2, r.randrange(lines // 2)))],
        (
            f"Write a function that builds the HDMA table for INIDISP of a letterbox effect: the upper and lower `bar` lines of a screen of {lines} lines have the value 0x{dark:02X}, the lines between them 0x0F. Entries are a line count of 1 to 127 (as large as possible) and the value, and a 0 ends the table; a part without lines has no entry. `bar` is 0 to {(lines - 1) // 2}.",
            f"HDMA (count 1-127, value): bar x ${dark:02X}, {lines} - 2 * bar x $0F, bar x ${dark:02X}, then 0; long parts split as 127 + rest, empty ones left out; 0 <= bar < {lines} / 2",
            f"Cinema bars in a cutscene: I need the brightness HDMA table (one byte a transfer, no repeat mode) for black bars of `bar` lines at top and bottom. {lines} lines; bar value ${dark:02X}, picture $0F. Counts over 127 are split, 127 first; nothing for empty parts; end with a zero byte. There is always some picture left.",
            f"How do I generate a letterbox for $2100 by HDMA? Three parts (bar, picture, bar) for {lines} visible lines; ${dark:02X} is dark, $0F full. At most 127 lines per entry, taking 127 as long as more remain; terminator 0; bar is 0 to {(lines - 1) // 2}.",
        ),
    )


def free_channels(rng: random.Random) -> Made:
    order = rng.choice(("high", "low"))
    keep = rng.choice((0, 1, 3))
    loop = (
        "for (int channel = 7; channel >= 0; --channel)"
        if order == "high"
        else "for (int channel = 0; channel < 8; ++channel)"
    )
    body = f"std::vector<int> channels;\nconst int busy = used | {hexadecimal(keep) if keep else 0};\n{loop}\n  if (static_cast<int>(channels.size()) < count && !(busy >> channel & 1)) channels.push_back(channel);\nif (static_cast<int>(channels.size()) < count) channels.clear();\nreturn channels;"
    if not keep:
        body = body.replace("const int busy = used | 0;\n", "").replace("busy >>", "used >>")

    def oracle(used: int, count: int) -> list[int]:
        free = [i for i in range(8) if used // 2**i % 2 == 0 and keep // 2**i % 2 == 0]
        if order == "high":
            free = free[::-1]
        return free[:count] if count <= len(free) else []

    never = {
        0: "",
        1: " Channel 0 is kept for DMA and never given away.",
        3: " Channels 0 and 1 are kept for DMA and never given away.",
    }[keep]
    first = "highest" if order == "high" else "lowest"
    return Made(
        "std::vector<int> @f(uint8_t used, int count)",
        body,
        oracle,
        lambda r: [r.choice((0, 0xFF, r.getrandbits(8) & r.getrandbits(8), r.getrandbits(8))), r.randrange(1, 5)],
        (
            f"Write a function that finds `count` (1 or more) free HDMA channels, {first} numbers first. Bit n of `used` (as in HDMAEN) tells that channel n is taken.{never} Without enough free ones the result is empty.",
            f"allocate count of 8 HDMA channels from mask `used`, {first} first, all or nothing (empty).{never}",
            f"Effect manager: which channels may a new effect that needs `count` of them use? A set bit in `used` is a busy channel; prefer {first} numbers; too few free ones: none at all.{never}",
            f"How do I pick HDMA channels? {first.capitalize()} free ones from the $420C-like mask, in that order; an empty list if there are fewer than `count`.{never}",
        ),
    )


def shake_offsets(rng: random.Random) -> Made:
    part, whole = rng.choice(((1, 2), (3, 4), (2, 3)))
    hold = rng.choice((1, 2, 4))
    body = cpp(
        """
        std::vector<int> offsets;
        for (int sign = 1; strength > 0; sign = -sign) {
          offsets.insert(offsets.end(), @hold, sign * strength);
          strength = strength * @part / @whole;
        }
        return offsets;
        """,
        hold=hold,
        part=part,
        whole=whole,
    )

    def oracle(strength: int) -> list[int]:
        sizes = []
        while strength > 0:
            sizes.append(strength)
            strength = strength * part // whole
        return [one if i % 2 == 0 else -one for i, one in enumerate(sizes) for _ in range(hold)]

    frames = f"for {hold} frames each" if hold > 1 else "for one frame each"
    return Made(
        "std::vector<int> @f(int strength)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 2, 8, 16, r.randrange(60)))],
        (
            f"Write a function that returns the scroll offsets of an earthquake, frame by frame: first `strength`, then the other direction with {part}/{whole} of the amount (rounded down), and so on, alternating {frames}, until the amount is 0 (which is not listed). Strength isn't negative.",
            f"screen shake: +s, -s', +s'' ... with s' = s * {part} / {whole} (floor), {frames}, stop at 0",
            f"Decaying camera shake table: amounts shrink to {part}/{whole} each time, signs alternate beginning with plus, every offset is used {frames}. End when nothing is left; strength 0 gives an empty table.",
            f"How do I make a shake that fades? Offsets {frames}: strength, minus {part}/{whole} of it, plus {part}/{whole} of that ... in integers rounded down, as long as they aren't 0.",
        ),
    )


def raster_splits(rng: random.Random) -> Made:
    gap = rng.choice((2, 4, 8))
    wanted = rng.choice(("error", "line"))
    if wanted == "error":
        signature = f"int @f({BYTES} lines)"
        body = f"for (size_t i = 0; i < lines.size(); ++i) {{\n  if (lines[i] > 223) return 1;\n  if (i > 0 && lines[i] <= lines[i - 1]) return 2;\n  if (i > 0 && lines[i] - lines[i - 1] < {gap}) return 3;\n}}\nreturn 0;"
    else:
        signature = f"uint16_t @f({BYTES} lines, {WORDS} values, int line)"
        body = "uint16_t value = values[0];\nfor (size_t i = 0; i < lines.size(); ++i)\n  if (lines[i] <= line) value = values[i + 1];\nreturn value;"

    def oracle(lines: list[int], values: list[int] | None = None, line: int = 0) -> int:
        if wanted == "error":
            faults = []
            for i, one in enumerate(lines):
                step = one - lines[i - 1] if i else gap
                faults += [1] if one >= 224 else [2] if step <= 0 else [3] if step < gap else []
            return faults[0] if faults else 0
        if values is None or lines != sorted(set(lines)) or len(values) != len(lines) + 1:
            raise ValueError("not sorted")
        edges = [-1, *lines, 1000]
        return next(values[i] for i in range(len(values)) if edges[i] <= line < edges[i + 1])

    def given(r: random.Random) -> list[object]:
        lines = sorted(r.sample(range(8, 232 if wanted == "error" else 224), r.randrange(0, 5)))
        if wanted == "error":
            at, lines = 0, []
            for _ in range(r.randrange(6)):
                at += r.choice((gap, gap + 1, 40, 60)) if r.random() < 0.75 else r.choice((gap - 1, 0, -2, 1))
                lines.append(min(max(at, 0), 255))
            return [bytes(lines)]
        return [
            bytes(lines),
            [r.getrandbits(10) for _ in range(len(lines) + 1)],
            r.choice((0, 223, *lines, r.randrange(224))),
        ]

    if wanted == "error":
        asks = (
            f"Write a function that checks the lines of raster interrupts and returns the first error in the order of the list: 1 for a line above 223, 2 for one that doesn't lie below the one before it on screen (not larger), 3 for one less than {gap} lines behind the one before it; for one line the lowest code. 0 if all is well.",
            f"IRQ lines: > 223 -> 1; <= previous -> 2; < previous + {gap} -> 3; else 0; first offending entry, tests in this order",
            f"My splits must be in ascending order, visible (0-223) and at least {gap} lines apart, since the handler takes time. Report the first bad entry's code: invisible 1, not ascending 2, too close 3; none 0. If several apply to an entry the smaller number counts.",
            f"Validate scanline splits. Go through the list: line > 223 is error 1, not greater than its predecessor error 2, distance under {gap} error 3. Return the first you meet or 0.",
        )
    else:
        asks = (
            "Write a function that returns which scroll value holds on a scanline. values[0] holds from the top of the screen, values[k + 1] from line lines[k] on (that line included). `lines` is strictly ascending, and `values` has one entry more.",
            "split screen: values[number of lines[k] <= line]",
            "The status bar and parallax layers change the scroll at certain lines. Given the split lines (ascending) and one value more than splits, which value applies to a line? A split takes effect on its own line.",
            "How do I find the scroll of a scanline? The screen is divided by `lines`; the part above the first uses values[0], the part starting at lines[k] uses values[k + 1].",
        )
    return Made(signature, body, oracle, given, asks)


def spiral_cells(rng: random.Random) -> Made:
    w, h = rng.choice(((8, 7), (4, 4), (5, 3), (6, 6)))
    turn = rng.choice(("clockwise", "counterclockwise"))
    dirs = "{1, 0, -1, 0}" if turn == "clockwise" else "{0, 1, 0, -1}"
    dirs_y = "{0, 1, 0, -1}" if turn == "clockwise" else "{1, 0, -1, 0}"
    body = cpp(
        """
        static const int dx[] = @dx, dy[] = @dy;
        std::vector<int> cells;
        std::vector<bool> seen(@size);
        int x = 0, y = 0, way = 0;
        while (static_cast<int>(cells.size()) < std::min(count, @size)) {
          cells.push_back(y * @w + x);
          seen[y * @w + x] = true;
          int nx = x + dx[way], ny = y + dy[way];
          if (nx < 0 || nx >= @w || ny < 0 || ny >= @h || seen[ny * @w + nx]) way = (way + 1) % 4;
          x += dx[way];
          y += dy[way];
          if (static_cast<int>(cells.size()) == @size) break;
        }
        return cells;
        """,
        dx=dirs,
        dy=dirs_y,
        size=w * h,
        w=w,
        h=h,
    )
    body = body.replace(f"\n  if (static_cast<int>(cells.size()) == {w * h}) break;", "")

    def oracle(count: int) -> list[int]:
        grid = [[y * w + x for x in range(w)] for y in range(h)]
        if turn != "clockwise":
            grid = [list(one) for one in zip(*grid, strict=True)]
        out: list[int] = []
        while grid:
            out += grid.pop(0)
            grid = [list(one) for one in zip(*grid, strict=True)][::-1]  # turn what is left to the left
        return out[: max(count, 0)]

    start = "to the right first" if turn == "clockwise" else "downwards first"
    return Made(
        "std::vector<int> @f(int count)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, w * h, w * h + 3, r.randrange(w * h)))],
        (
            f"Write a function for a spiral wipe: it returns the first `count` cells (all if there are fewer) of a grid of {w}x{h} in the order in which a {turn} spiral from the upper left corner inwards covers them, {start}. A cell's number is row * {w} + column.",
            f"{turn} inward spiral over {w}x{h} from the top left, {start}: first `count` cell indices (row-major), capped at {w * h}",
            f"Screen transition that closes in a spiral: {w} columns, {h} rows of blocks, starting top left and going {start}, {turn} round and inwards. Which blocks are black after `count` steps, in order? More steps than blocks means all.",
            f"How do I list grid cells in spiral order ({w} wide, {h} high, {start}, {turn})? Only the first `count`, at most all {w * h}; number = y * {w} + x.",
        ),
    )


def flash_values(rng: random.Random) -> Made:
    on, off = rng.choice(((2, 3), (4, 4), (1, 2)))
    normal = rng.choice((15, 12))
    body = cpp(
        """
        std::vector<uint8_t> levels;
        for (int flash = 0; flash < flashes; ++flash) {
          levels.insert(levels.end(), @on, flash % 2 == 0 ? 15 : @dim);
          levels.insert(levels.end(), @off, @low);
        }
        for (int level = @low; level < @normal; level += 2) levels.push_back(level);
        levels.push_back(@normal);
        return levels;
        """,
        on=on,
        off=off,
        normal=normal,
        dim=(dim := rng.choice((10, 8))),
        low=(low := rng.choice((2, 4))),
    )

    def oracle(flashes: int) -> list[int]:
        period = on + off
        steps = [(15 if i // period % 2 == 0 else dim) if i % period < on else low for i in range(flashes * period)]
        return steps + [low + 2 * i for i in range((normal - low + 1) // 2)] + [normal]

    return Made(
        "std::vector<uint8_t> @f(int flashes)",
        body,
        oracle,
        lambda r: [r.randrange(8)],
        (
            f"Write a function that returns the brightness of each frame of a lightning effect with `flashes` flashes: each is bright for {on} frame{'s' * (on > 1)} (level 15 for the first, third ... and {dim} for the others) and then at level {low} for {off} frames. After the last one the brightness rises from {low} in steps of 2 per frame, and a frame of the normal level {normal} ends the list (levels from {normal} on are not part of the rise).",
            f"flashes x ({on} frame{'s' * (on > 1)} of 15 or {dim} alternately, {off} of {low}), then {low}, {low + 2}, ... while below {normal}, then {normal}",
            f"Thunderstorm: list of INIDISP levels. Flash pattern: {on} on (15, next time {dim}, alternating), {off} at {low}; repeated `flashes` times; then fade back from {low} by 2 a frame as long as it's under {normal}, finally {normal} once. Without flashes only the fade back.",
            f"How do I make a table for lightning? Odd flashes (first, third) at 15, even ones at {dim}, {on} frame{'s' * (on > 1)} each, with {off} frames of {low} behind every flash. Recovery: {low}, {low + 2} ... below {normal}, then {normal}.",
        ),
    )


def mosaic_steps(rng: random.Random) -> Made:
    layers = rng.choice((0x0F, 0x03, 0x01))
    hold = rng.choice((1, 2, 3))
    wanted = rng.choice(("at", "list"))
    if wanted == "at":
        signature = "uint8_t @f(int frame)"
        body = f"int step = std::min(frame / {hold}, 31);\nint size = step < 16 ? step : 31 - step;\nreturn size << 4 | {hexadecimal(layers)};"
    else:
        signature = "std::vector<uint8_t> @f(int largest)"
        body = f"std::vector<uint8_t> values;\nfor (int step = 0; step <= 2 * largest; ++step) {{\n  int size = step <= largest ? step : 2 * largest - step;\n  values.insert(values.end(), {hold}, size << 4 | {hexadecimal(layers)});\n}}\nreturn values;"

    def oracle(number: int) -> object:
        if wanted == "at":
            sizes = [*range(16), *range(15, -1, -1)]
            return sizes[number // hold if number // hold < 32 else -1] * 16 + layers
        if number not in range(16):
            raise ValueError("no size")
        sizes = [*range(number), number, *range(number)[::-1]]
        return [one * 16 + layers for one in sizes for _ in range(hold)]

    each = f"{hold} frames each" if hold > 1 else "one frame each"
    goal = (
        f"the MOSAIC value in frame `frame` (from 0): sizes 0 to 15, then 15 down to 0, {each}; later the size stays 0"
        if wanted == "at"
        else f"the MOSAIC values of all frames: sizes 0 up to `largest` (0 to 15) and back to 0 (the largest comes once), {each}"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: (
            [r.choice((0, 16 * hold, 15 * hold, r.randrange(40 * hold)))] if wanted == "at" else [r.randrange(16)]
        ),
        (
            f"Write a function for a mosaic transition that returns {goal}. The size goes into the upper nibble, the lower one is 0x{layers:X} (the layers concerned).",
            f"mosaic (size << 4 | ${layers:X}): {goal}",
            f"Pixelated fade between rooms: I write $2106 every frame and need {goal}. Lower four bits are always ${layers:X}.",
            f"How do I animate the mosaic register? size * 16 + {layers}; {goal}.",
        ),
    )


RECIPES = (
    letterbox_table,
    free_channels,
    shake_offsets,
    raster_splits,
    spiral_cells,
    flash_values,
    mosaic_steps,
)
