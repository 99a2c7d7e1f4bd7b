"""Indexed pictures edited as on a canvas: scaled, sheared, placed, cropped, reflected, stippled, wiped, shown as RGB, checked."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import in_line, in_rows, rgb, some_color, some_pixels

SUBJECT = "pictures"
VECTOR = "std::vector<uint8_t>"
NAMES = {"R": "red", "G": "green", "B": "blue"}
WIPES = {
    "left": "curtain from the left",
    "blinds": "venetian blind",
    "diagonal": "diagonal wipe",
    "rows": "interlaced slide",
}


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _picture(r: random.Random, colors: int = 5, clear: float = 0.4, most: int = 7) -> list[object]:
    width, height = r.randrange(1, most), r.randrange(1, most)
    return [some_pixels(r, width * height, colors, clear), width]


def resize_picture(rng: random.Random) -> Made:
    center = rng.random() < 0.4
    fit = rng.random() < 0.3
    sx = "(2 * x + 1) * width / (2 * newWidth)" if center else "x * width / newWidth"
    sy = "(2 * y + 1) * height / (2 * newHeight)" if center else "y * height / newHeight"
    head = "int height = pixels.size() / width;\n"
    if fit:
        head += "int newHeight = std::max(1, height * newWidth / width);\n"
    body = f"{head}std::vector<uint8_t> out;\nfor (int y = 0; y < newHeight; ++y)\n  for (int x = 0; x < newWidth; ++x) out.push_back(pixels[({sy}) * width + {sx}]);\nreturn out;"
    if not center:
        body = body.replace(f"({sy}) * width", f"{sy} * width")

    def oracle(pixels: list[int], width: int, w: int, h: int = 0) -> list[int]:
        rows = in_rows(pixels, width)
        h = max(1, len(rows) * w // width) if fit else h

        def pick(old: int, new: int) -> list[int]:
            return [int((2 * i + 1) * old // (2 * new)) if center else i * old // new for i in range(new)]

        return [rows[y][x] for y in pick(len(rows), h) for x in pick(width, w)]

    def given(r: random.Random) -> list[object]:
        return [*_picture(r, 99, 0.1), r.randrange(1, 10), *(() if fit else (r.randrange(1, 10),))]

    rule = (
        "target pixel (x, y) takes the source pixel under its centre: column (2x + 1) * width / (2 * newWidth), row likewise, rounded down"
        if center
        else "target pixel (x, y) takes source column x * width / newWidth and row y * height / newHeight, rounded down"
    )
    tall = "height * newWidth / width, rounded down but at least 1" if fit else "newHeight"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int newWidth{'' if fit else ', int newHeight'})",
        body,
        oracle,
        given,
        (
            f"Nearest-neighbour resize of an indexed picture (`width` a row) to newWidth x ({tall}): {rule}.",
            f"Write a function that scales a picture with a byte a pixel, row by row, to another size without mixing colors. The new width is `newWidth`, the new height {'`newHeight`' if not fit else tall}; {rule}. All sizes are at least 1.",
            f"How do I scale sprites to any size keeping palette indexes? {rule}; new height = {tall}",
            f"Thumbnail view: newWidth pixels wide, {tall} high. Of the rule for sampling: {rule}. Nothing is 0 wide or high.",
        ),
    )


def scale2x_picture(rng: random.Random) -> Made:
    zero = rng.random() < 0.4
    body = cpp(
        """
        int height = pixels.size() / width;
        auto at = [&](int x, int y) -> uint8_t { @at };
        std::vector<uint8_t> out(pixels.size() * 4);
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            uint8_t p = at(x, y), up = at(x, y - 1), down = at(x, y + 1), left = at(x - 1, y), right = at(x + 1, y);
            uint8_t* to = &out[y * 4 * width + x * 2];
            bool apply = up != down && left != right;
            to[0] = apply && left == up ? left : p;
            to[1] = apply && up == right ? right : p;
            to[2 * width] = apply && left == down ? left : p;
            to[2 * width + 1] = apply && down == right ? right : p;
          }
        return out;
        """,
        at="return x < 0 || y < 0 || x >= width || y >= height ? 0 : pixels[y * width + x];"
        if zero
        else "return pixels[std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1)];",
    )

    def oracle(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        blank = [0] * width
        rows = [blank, *rows, blank] if zero else [rows[0], *rows, rows[-1]]
        rows = [[0, *row, 0] if zero else [row[0], *row, row[-1]] for row in rows]
        out = []
        for y in range(1, len(rows) - 1):
            top, bottom = [], []
            for x in range(1, width + 1):
                p, u, d, le, ri = rows[y][x], rows[y - 1][x], rows[y + 1][x], rows[y][x - 1], rows[y][x + 1]
                four = [p, p, p, p]
                if u != d and le != ri:
                    four = [le if le == u else p, ri if u == ri else p, le if le == d else p, ri if d == ri else p]
                top += four[:2]
                bottom += four[2:]
            out += top + bottom
        return out

    rule = "if up != down and left != right: upper left = left if left == up, upper right = right if up == right, lower left = left if left == down, lower right = right if down == right; in all other cases the pixel itself"
    beyond = "everything is 0" if zero else "the nearest edge pixel is repeated"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width)",
        body,
        oracle,
        lambda r: _picture(r, 3, 0.3),
        (
            f"Scale2x on an indexed picture (`width` a row); beyond its edges {beyond}.",
            f"Write a function that doubles a picture with the Scale2x rule. Each pixel becomes a square of four; with its neighbours up, down, left and right (beyond the edges {beyond}), {rule}. `pixels` has a byte a pixel, row by row, `width` a row, at least one; the result is twice as wide and high.",
            f"How do I enlarge pixel art smoothly without new colors (Scale2x)? {rule}; outside of the picture {beyond}",
            f"The sprite preview gets a 2x filter that keeps palette indexes: {rule}. Beyond the border {beyond}. Bytes in, four times as many bytes out, row by row.",
        ),
    )


def shear_rows(rng: random.Random) -> Made:
    wrap = rng.random() < 0.5
    vertical = rng.random() < 0.4
    index = "x" if vertical else "y"
    body = cpp(
        """
        std::vector<uint8_t> out(pixels.size());
        int height = pixels.size() / width;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            int @v = @v0 + offsets[@index % offsets.size()];
            @limit
            out[@to] = pixels[y * width + x];
          }
        return out;
        """,
        v="v" if vertical else "u",
        v0="y" if vertical else "x",
        index=index,
        limit=("v = (v % height + height) % height;" if vertical else "u = (u % width + width) % width;")
        if wrap
        else ("if (v < 0 || v >= height) continue;" if vertical else "if (u < 0 || u >= width) continue;"),
        to="v * width + x" if vertical else "y * width + u",
    )

    def oracle(pixels: list[int], width: int, offsets: list[int]) -> list[int]:
        lines = in_rows(pixels, width)
        if vertical:
            lines = [list(line) for line in zip(*lines, strict=True)]
        out = []
        for i, line in enumerate(lines):
            n = offsets[i % len(offsets)]
            size = len(line)
            out.append([line[(x - n) % size] if wrap or 0 <= x - n < size else 0 for x in range(size)])
        return in_line([list(line) for line in zip(*out, strict=True)] if vertical else out)

    line, way = ("column", "down") if vertical else ("row", "to the right")
    edge = "what leaves comes back on the other side" if wrap else "what leaves is lost, and 0 comes in"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, const std::vector<int>& offsets)",
        body,
        oracle,
        lambda r: [
            *_picture(r, 9, 0.2),
            [r.randrange(-4, 5) if r.random() < 0.9 else r.randrange(-20, 20) for _ in range(r.randrange(1, 5))],
        ],
        (
            f"Shift each {line} i of an indexed picture by offsets[i mod count] pixels {way} (negative: the other way); {edge}.",
            f"Write a function that bends a picture: {line} number i moves {way} by offsets[i modulo the number of offsets] pixels, backwards if that is negative; {edge}. `pixels` has a byte a pixel, row by row, `width` a row; there is at least one offset.",
            f"How do I apply a wave table to a picture, {line} by {line}? offsets repeat cyclically, positive = {way}; {edge}; not in place",
            f"For the underwater effect I precompute frames: every {line} is displaced {way} by its entry of a repeating table of signed offsets (not empty); {edge}. Return the displaced picture.",
        ),
    )


def place_on_canvas(rng: random.Random) -> Made:
    vertical = rng.choice(("centre", "bottom", "top"))
    body = cpp(
        """
        std::vector<uint8_t> out(canvasWidth * canvasHeight, fill);
        int height = pixels.size() / width;
        int left = @left, top = @top;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x)
            if (left + x >= 0 && left + x < canvasWidth && top + y >= 0 && top + y < canvasHeight)
              out[(top + y) * canvasWidth + left + x] = pixels[y * width + x];
        return out;
        """,
        left="(canvasWidth - width) >> 1",
        top={"centre": "(canvasHeight - height) >> 1", "bottom": "canvasHeight - height", "top": "0"}[vertical],
    )

    def oracle(pixels: list[int], width: int, cw: int, ch: int, fill: int) -> list[int]:
        rows = in_rows(pixels, width)
        dx = (cw - width) // 2
        dy = {"centre": (ch - len(rows)) // 2, "bottom": ch - len(rows), "top": 0}[vertical]
        seen = {(x + dx, y + dy): p for y, row in enumerate(rows) for x, p in enumerate(row)}
        return [seen.get((x, y), fill) for y in range(ch) for x in range(cw)]

    place = {
        "centre": "in the middle both ways, its top at floor((canvasHeight - height) / 2)",
        "bottom": "standing on the lower edge",
        "top": "hanging from the upper edge",
    }[vertical]
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int canvasWidth, int canvasHeight, uint8_t fill)",
        body,
        oracle,
        lambda r: [*_picture(r, 9, 0.1), r.randrange(1, 9), r.randrange(1, 8), r.choice((0, 0, 255))],
        (
            f"Put a picture (`width` a row) onto a canvas of `fill`, {place}, its left side at floor((canvasWidth - width) / 2); crop what doesn't fit.",
            f"Write a function that brings a frame to a standard size. The result has canvasWidth x canvasHeight pixels, all `fill` except where the picture lies: {place}, horizontally with its left column at floor((canvasWidth - width) / 2) (rounded down also if negative). Parts outside of the canvas are cut off. Both are a byte a pixel, row by row, and not empty.",
            f"How do I align animation frames of different sizes on one canvas? {place}; x = floor((cw - w) / 2), may be negative -> clipped; rest is `fill`",
            f"Every sprite frame is to be canvasWidth by canvasHeight: the drawing {place}, centred horizontally (an odd pixel of room is on the right), background `fill`. Drawings larger than the canvas lose what sticks out.",
        ),
    )


def crop_to_content(rng: random.Random) -> Made:
    grid = rng.choice((1, 1, 8, 4))
    round_low = f"left = left / {grid} * {grid};\ntop = top / {grid} * {grid};\nright = std::min(width, (right + {grid - 1}) / {grid} * {grid});\nbottom = std::min(height, (bottom + {grid - 1}) / {grid} * {grid});"
    body = cpp(
        """
        int height = pixels.size() / width, left = width, top = height, right = 0, bottom = 0;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x)
            if (pixels[y * width + x] != background) {
              left = std::min(left, x);
              top = std::min(top, y);
              right = std::max(right, x + 1);
              bottom = std::max(bottom, y + 1);
            }
        if (right == 0) return {};
        @round
        std::vector<uint8_t> out;
        for (int y = top; y < bottom; ++y)
          for (int x = left; x < right; ++x) out.push_back(pixels[y * width + x]);
        return out;
        """,
        round=round_low if grid > 1 else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(pixels: list[int], width: int, background: int) -> list[int]:
        spots = [divmod(i, width) for i, p in enumerate(pixels) if p != background]
        if not spots:
            return []
        lines = sorted(y // grid for y, _ in spots)
        columns = sorted(x // grid for _, x in spots)
        return [
            p
            for i, p in enumerate(pixels)
            if lines[0] <= i // width // grid <= lines[-1] and columns[0] <= i % width // grid <= columns[-1]
        ]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 14), r.randrange(1, 12)
        back = r.choice((0, 0, 7))
        pixels = [back] * (width * height)
        for _ in range(r.randrange(0, 4)):
            pixels[r.randrange(len(pixels))] = r.randrange(1, 7)
        return [pixels, width, back]

    snap = f", the sides moved outwards to multiples of {grid} (but not beyond the picture)" if grid > 1 else ""
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, uint8_t background)",
        body,
        oracle,
        given,
        (
            f"Crop an indexed picture to the smallest rectangle with all pixels other than `background`{snap}; nothing there: empty result.",
            f"Write a function that cuts off empty margins. `pixels` has a byte a pixel, row by row, `width` a row. Return the pixels, row by row, of the smallest rectangle that contains all pixels different from `background`{snap}. If there is none, return nothing.",
            f"How do I auto-trim a sprite frame? bounding box of pixels != background{snap}; give the cropped pixels, or {{}} if it's blank",
            f"'Trim' in my sprite editor removes margins in the color `background`{': the box is widened' + snap.removeprefix(', the sides moved') if snap else ''}. Result: the rest as rows of pixels, empty for a picture in one color.",
        ),
    )


def water_reflection(rng: random.Random) -> Made:
    every = rng.choice((1, 2))
    table = rng.random() < 0.5
    color = "table[pixels[source * width + x]]" if table else "pixels[source * width + x] | 0x10"
    body = cpp(
        """
        std::vector<uint8_t> out = pixels;
        int height = pixels.size() / width;
        for (int y = line; y < height; ++y) {
          int source = line - 1 - (y - line) * @every;
          for (int x = 0; x < width; ++x) out[y * width + x] = source < 0 ? 0 : @color;
        }
        return out;
        """,
        every=every,
        color=color,
    ).replace(" * 1;", ";")

    def oracle(pixels: list[int], width: int, line: int, look: list[int] | None = None) -> list[int]:
        rows = in_rows(pixels, width)
        above = rows[:line][::-1][::every]
        out = rows[:line]
        for n in range(len(rows) - line):
            row = above[n] if n < len(above) else None
            out.append([0] * width if row is None else [look[p] if look else p | 16 for p in row])
        return in_line(out)

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 6), r.randrange(2, 9)
        return [
            some_pixels(r, width * height, 16, 0.2),
            width,
            r.randrange(1, height + 1),
            *([r.sample(range(64), 16)] if table else ()),
        ]

    how = "through `table` (16 entries; pixels are below 16)" if table else "with bit 4 set (pixel | 0x10)"
    squash = ", squashed to half height: only every second row, beginning with the nearest," if every == 2 else ""
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int line{f', {BYTES} table' if table else ''})",
        body,
        oracle,
        given,
        (
            f"Replace row `line` and all below by the mirror image of the rows above it{squash} with colors {how}; rows without a source become 0.",
            f"Write a function that draws a reflection in water. The rows of the picture (a byte a pixel, `width` a row) from number `line` (1 to the height) on are replaced by the rows above `line` in reverse order, the nearest first{squash.rstrip(',')}; each reflected pixel is changed {how}. When the rows above are used up, the rest of the picture is 0. The upper part stays.",
            f"How do I fake a lake mirror on an indexed picture? below `line` (at least 1) put the rows above upside down{squash} pixels taken {how}; beyond the source: 0".replace(
                "upside down pixels", "upside down, pixels"
            ),
            f"Castle at the lake: everything from row `line` downwards shows the part above it flipped vertically{squash} in the water's colors, that is {how}. Where the mirror image ends, rows are filled with 0.".replace(
                "vertically in", "vertically, in"
            ),
        ),
    )


def stippled_sprite(rng: random.Random) -> Made:
    odd = rng.random() < 0.5
    sparse = rng.random() < 0.4
    test = "(x % 2 == 0 && y % 2 == 0)" if sparse else f"(x + y) % 2 == {int(odd)}"
    if sparse:
        test = test.strip("()")
    body = cpp(
        """
        int height = sprite.size() / width, canvasHeight = canvas.size() / canvasWidth;
        for (int j = 0; j < height; ++j)
          for (int i = 0; i < width; ++i) {
            int x = left + i, y = top + j;
            if (x < 0 || y < 0 || x >= canvasWidth || y >= canvasHeight) continue;
            if (sprite[j * width + i] != 0 && @test) canvas[y * canvasWidth + x] = sprite[j * width + i];
          }
        """,
        test=test,
    )

    def oracle(canvas: list[int], cw: int, sprite: list[int], width: int, left: int, top: int) -> None:
        rows = in_rows(sprite, width)
        for at in range(len(canvas)):
            y, x = divmod(at, cw)
            shown = not (x % 2 or y % 2) if sparse else (x % 2 != y % 2) == odd
            if shown and 0 <= y - top < len(rows) and 0 <= x - left < width and rows[y - top][x - left]:
                canvas[at] = rows[y - top][x - left]

    def given(r: random.Random) -> list[object]:
        cw, ch = r.randrange(2, 8), r.randrange(2, 7)
        sprite, width = _picture(r, 9, 0.2, 6)
        return [[0x20] * (cw * ch), cw, sprite, width, r.randrange(-3, cw), r.randrange(-2, ch)]

    spots = "whose canvas x and y are both even" if sparse else f"where canvas x + y is {'odd' if odd else 'even'}"
    return Made(
        f"void @f({BUFFER} canvas, int canvasWidth, {BYTES} sprite, int width, int left, int top)",
        body,
        oracle,
        given,
        (
            f"Draw a sprite (0 = transparent) at (left, top) on a canvas, clipped, but only pixels {spots}.",
            f"Write a function that draws a sprite as if half transparent, by leaving out pixels: only pixels {spots} are drawn, and of these only those that aren't 0. Sprite and canvas have a byte a pixel, row by row, with `width` and `canvasWidth` pixels a row; the corner (`left`, `top`) may be negative, and what lies outside of the canvas is skipped.",
            f"How do I show a ghost with a stipple pattern in an indexed preview? sprite pixel != 0 and position {spots.removeprefix('where ').removeprefix('whose ')} -> copy; clip at all borders",
            f"Invisible platforms appear dotted in my editor. Blit the sprite with its upper left corner at (left, top), transparency 0, clipping included, using only the pixels {spots}.",
        ),
    )


def wipe_between(rng: random.Random) -> Made:
    kind = rng.choice(("left", "blinds", "diagonal", "rows"))
    test = {
        "left": "x < step",
        "blinds": "y % 8 < step",
        "diagonal": "x + y < step",
        "rows": "y % 2 == 0 ? x < step : x >= width - step",
    }[kind]
    body = f"std::vector<uint8_t> out = from;\nfor (size_t i = 0; i < out.size(); ++i) {{\n  int x = i % width, y = i / width;\n  if ({test}) out[i] = to[i];\n}}\nreturn out;"
    body = {
        "left": body.replace(", y = i / width", ""),
        "blinds": body.replace("int x = i % width, y", "int y"),
    }.get(kind, body)

    def oracle(a: list[int], b: list[int], width: int, step: int) -> list[int]:
        out = []
        for y, (one, two) in enumerate(zip(in_rows(a, width), in_rows(b, width), strict=True)):
            n = {"left": step, "blinds": width if y % 8 < step else 0, "diagonal": max(0, step - y), "rows": step}[kind]
            n = min(n, width)
            if kind == "rows" and y % 2:
                out += one[: width - n] + two[width - n :]
            else:
                out += two[:n] + one[n:]
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 7), r.randrange(1, 11 if kind == "blinds" else 6)
        size = width * height
        return [
            [1] * size if r.random() < 0.5 else some_pixels(r, size, 9),
            some_pixels(r, size, 99, 0.1),
            width,
            r.choice((0, 1, 2, 3, 5, 8, 15)),
        ]

    rule = {
        "left": "the new picture covers the first `step` columns",
        "blinds": "the new picture covers those rows y with y mod 8 < step",
        "diagonal": "the new picture covers the pixels with x + y < step",
        "rows": "the new picture covers the first `step` pixels of even rows (0, 2, ...) and the last `step` pixels of odd ones",
    }[kind]
    return Made(
        f"{VECTOR} @f({BYTES} from, {BYTES} to, int width, int step)",
        body,
        oracle,
        given,
        (
            f"Transition frame between two pictures of one size (`width` a row): {rule}, the rest is `from`. step >= 0, may exceed the size.",
            f"Write a function that makes a frame of a screen wipe. Both pictures have a byte a pixel, row by row, `width` pixels a row and the same size. In step number `step` (0 or more, any size) {rule}; everywhere else the old one, `from`, is seen. x counts from the left, y from the top.",
            f"How do I do a {WIPES[kind]} from one indexed picture to another? {rule}; step from 0 up, no upper limit",
            f"Preview of my scene change at a given step: {rule} (as far as there are any), otherwise the pixel of `from` stays. Same size for both, step never negative.",
        ),
    )


def rgb_preview(rng: random.Random) -> Made:
    alpha = rng.random() < 0.5
    order = rng.choice(("RGB", "RGB", "BGR"))
    full = rng.random() < 0.6
    part = {"R": "color & 31", "G": "color >> 5 & 31", "B": "color >> 10 & 31"}
    pushes = "\n".join(f"  out.push_back(wide({part[letter]}));" for letter in order)
    body = (
        f"auto wide = [](int v) {{ return v << 3{' | v >> 2' if full else ''}; }};\nstd::vector<uint8_t> out;\nfor (uint8_t pixel : pixels) {{\n  int color = palette[pixel % palette.size()];\n{pushes}\n"
        + ("  out.push_back(pixel == 0 ? 0 : 255);\n" if alpha else "")
        + "}\nreturn out;"
    )

    def oracle(pixels: list[int], palette: list[int]) -> list[int]:
        out = []
        for p in pixels:
            channels = dict(zip("RGB", rgb(palette[p % len(palette)]), strict=True))
            for letter in order:
                digits = f"{channels[letter]:05b}"
                out.append(int(digits + (digits[:3] if full else "000"), 2))
            if alpha:
                out.append(255 if p else 0)
        return out

    widen = "v * 8 + v / 4 (full range)" if full else "v * 8"
    bytes_ = f"{', '.join(NAMES[letter] for letter in order)}{' and alpha (0 for pixel 0, else 255)' if alpha else ''}"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, {WORDS} palette)",
        body,
        oracle,
        lambda r: [some_pixels(r, r.randrange(0, 6), 20, 0.3), [some_color(r) for _ in range(r.choice((4, 16, 3)))]],
        (
            f"Indexed pixels + BGR555 palette -> bytes {bytes_} for each pixel; channel = {widen}; index taken modulo the palette's size.",
            f"Write a function that makes the bytes of a true-color preview. For each pixel, the color palette[pixel mod number of colors] gives {bytes_}, a byte each. A 5-bit channel v becomes {widen}, fractions dropped; red is in bits 0-4 of a color word, green in 5-9, blue in 10-14. The palette isn't empty.",
            f"How do I fill a {order}{'A' if alpha else ''} texture from palette indexes and SNES colors? v -> {widen}; pixel index wraps around the palette{'; alpha 0 only where the pixel is 0' if alpha else ''}",
            f"Dear ImGui wants a texture: convert each index via the CGRAM words to {bytes_}; 5 to 8 bits by {widen}, integer. Indexes too large wrap by modulo; at least one color exists.",
        ),
    )


def cells_over_limit(rng: random.Random) -> Made:
    side = rng.choice((8, 4))
    most = rng.choice((2, 3, 4))
    skip = rng.random() < 0.5
    body = cpp(
        """
        std::vector<int> bad;
        int height = pixels.size() / width, columns = width / @side;
        for (int cell = 0; cell < columns * (height / @side); ++cell) {
          std::set<uint8_t> colors;
          for (int y = 0; y < @side; ++y)
            for (int x = 0; x < @side; ++x) colors.insert(pixels[(cell / columns * @side + y) * width + cell % columns * @side + x]);
          @erase
          if (colors.size() > limit) bad.push_back(cell);
        }
        return bad;
        """,
        side=side,
        erase="colors.erase(0);" if skip else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(pixels: list[int], width: int, limit: int) -> list[int]:
        rows = in_rows(pixels, width)
        cells = [
            in_line([row[x : x + side] for row in rows[y : y + side]])
            for y in range(0, len(rows) // side * side, side)
            for x in range(0, width // side * side, side)
        ]
        return [n for n, cell in enumerate(cells) if len(set(cell) - ({0} if skip else set())) > limit]

    def given(r: random.Random) -> list[object]:
        width, height = side * r.choice((1, 2, 3)) + r.choice((0, 0, 1)), side * r.choice((1, 2)) + r.choice((0, 0, 1))
        pool = r.sample(range(16), most)
        pixels = [r.choice(pool) if r.random() < 0.97 else r.randrange(16) for _ in range(width * height)]
        return [pixels, width, r.choice((most, most - 1, 1, most))]

    zero = ", not counting 0," if skip else ""
    return Made(
        f"std::vector<int> @f({BYTES} pixels, int width, size_t limit)",
        body,
        oracle,
        given,
        (
            f"Numbers (reading order) of the {side}x{side} cells of an indexed picture with more than `limit` different colors{zero.rstrip(',')}. Incomplete cells at the right and bottom don't count.",
            f"Write a function that checks a picture for a system with few colors a cell. `pixels` has a byte a pixel, row by row, `width` (at least {side}) a row. Number the whole {side}x{side} cells row by row from 0; return, ascending, those that have{zero} more than `limit` different values. Columns and rows that fill no cell are ignored.",
            f"How do I list attribute clashes? {side}x{side} cells,{zero} more than `limit` distinct pixel values; cell index = row * (width / {side}) + column; partial cells skipped",
            f"Before converting an image I want to know which {side} by {side} cells break the color limit{' (0 is free)' if skip else ''}: index of each cell, counted in reading order over whole cells only, with more than `limit` different colors{zero.rstrip(',')}.",
        ),
    )


def background_of_cells(rng: random.Random) -> Made:
    side = rng.choice((4, 8, 2))
    low = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> out;
        int height = pixels.size() / width;
        for (int top = 0; top < height; top += @side)
          for (int left = 0; left < width; left += @side) {
            int counts[256] = {};
            for (int y = top; y < top + @side; ++y)
              for (int x = left; x < left + @side; ++x) ++counts[pixels[y * width + x]];
            @pick
            out.push_back(best);
          }
        return out;
        """,
        side=side,
        pick="int best = std::max_element(counts, counts + 256) - counts;"
        if low
        else "int best = 0;\n    for (int c = 1; c < 256; ++c)\n      if (counts[c] >= counts[best]) best = c;",
    )

    def oracle(pixels: list[int], width: int) -> list[int]:
        rows = in_rows(pixels, width)
        out = []
        for y in range(0, len(rows), side):
            for x in range(0, width, side):
                counts = Counter(in_line([row[x : x + side] for row in rows[y : y + side]]))
                top = max(counts.values())
                out.append(sorted(c for c in counts if counts[c] == top)[0 if low else -1])
        return out

    def given(r: random.Random) -> list[object]:
        width, height = side * r.choice((1, 2, 3)), side * r.choice((1, 2))
        return [some_pixels(r, width * height, 5, 0.2), width]

    tie = "lowest" if low else "highest"
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width)",
        body,
        oracle,
        given,
        (
            f"Most frequent value in each {side}x{side} cell of an indexed picture (sides are multiples of {side}), in reading order; ties: the {tie} value.",
            f"Write a function that shrinks a picture by its dominant colors: each {side}x{side} cell becomes one pixel, the value that occurs most often in it, the {tie} of several. `pixels` is row by row with `width` a row; width and height are multiples of {side}.",
            f"How do I make a minimap by majority vote? cells of {side}x{side} index pixels, mode of each, tie -> {tie}; the size divides evenly",
            f"Level overview: one byte for each {side} by {side} block of the screen, namely its commonest palette index ({tie} if equally common). Left to right, top to bottom; no partial blocks occur.",
        ),
    )


def checker_background(rng: random.Random) -> Made:
    size = rng.choice((8, 4, 2))
    body = f"for (size_t i = 0; i < pixels.size(); ++i) {{\n  int x = i % width, y = i / width;\n  if (pixels[i] == 0) pixels[i] = (x / {size} + y / {size}) % 2 ? dark : light;\n}}"
    zoom = rng.random() < 0.4
    if zoom:
        body = f"std::vector<uint8_t> out;\nint height = pixels.size() / width;\nfor (int y = 0; y < height * zoom; ++y)\n  for (int x = 0; x < width * zoom; ++x) {{\n    uint8_t pixel = pixels[y / zoom * width + x / zoom];\n    out.push_back(pixel != 0 ? pixel : (x / {size} + y / {size}) % 2 ? dark : light);\n  }}\nreturn out;"

    def oracle(pixels: list[int], width: int, *rest: int) -> list[int]:
        scale = rest[0] if zoom else 1
        light, dark = rest[-2:]
        rows = [[p for p in row for _ in range(scale)] for row in in_rows(pixels, width) for _ in range(scale)]
        for y, row in enumerate(rows):
            for x, p in enumerate(row):
                if not p:
                    row[x] = [light, dark][(x // size + y // size) % 2]
        out = in_line(rows)
        if not zoom:
            pixels[:] = out
        return out

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 7 if zoom else 12)
        return [
            some_pixels(r, width * r.randrange(1, 6), 9, 0.6),
            width,
            *([r.choice((1, 2, 3))] if zoom else ()),
            0x0F,
            0x2D,
        ]

    scaled = " after enlarging the picture `zoom` times (1 or more)" if zoom else ""
    return Made(
        f"{VECTOR} @f({BYTES} pixels, int width, int zoom, uint8_t light, uint8_t dark)"
        if zoom
        else f"void @f({BUFFER} pixels, int width, uint8_t light, uint8_t dark)",
        body,
        oracle,
        given,
        (
            f"Show transparency (pixel 0) as a checkerboard of {size}x{size} squares{scaled}; the upper left square is `light`.",
            f"Write a function that replaces transparent pixels (0) by a checkerboard{scaled}. Its squares have {size}x{size} pixels of the {'enlarged ' if zoom else ''}picture, the one in the upper left corner is `light`, its neighbours are `dark`, and so on. Other pixels stay. A byte a pixel, row by row, `width` a row{' before enlarging; return the enlarged picture' if zoom else ''}.",
            f"How do I draw the usual gray checker pattern behind a sprite{' in a zoomed view' if zoom else ''}? (x / {size} + y / {size}) even -> light, odd -> dark, for 0-pixels{', x and y in the zoomed picture' if zoom else ', in place'}",
            f"Image editors show see-through areas as squares. Mine are {size} pixels wide{' on the magnified picture (each pixel becomes zoom x zoom)' if zoom else ''}, starting with `light` at the top left; only pixels with index 0 are affected.",
        ),
    )


def shade_gradient(rng: random.Random) -> Made:
    steps = rng.choice((4, 8))
    size = rng.choice((2, 4))
    matrix = {2: [0, 2, 3, 1], 4: [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]}[size]
    top = size * size
    body = cpp(
        """
        static const int bayer[@top] = {@matrix};
        std::vector<uint8_t> out;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            int level = y * (@steps - 1) * @top / height;
            out.push_back(first + level / @top + (level % @top > bayer[y % @size * @size + x % @size]));
          }
        return out;
        """,
        top=top,
        matrix=", ".join(map(str, matrix)),
        steps=steps,
        size=size,
    ).replace(f"({steps} - 1) * {top}", str((steps - 1) * top))

    def oracle(width: int, height: int, first: int) -> list[int]:
        out = []
        pattern = in_rows(matrix, size)
        for y in range(height):
            whole, rest = divmod(y * (steps - 1) * top // height, top)
            line = (pattern[y % size] * (width // size + 1))[:width]
            out += [(first + whole + (1 if rest > limit else 0)) % 256 for limit in line]
        return out

    rows = " / ".join(" ".join(map(str, row)) for row in in_rows(matrix, size))
    formula = f"level = y * {(steps - 1) * top} / height (rounded down); pixel = first + level / {top} (rounded down), plus 1 if level mod {top} is greater than the entry (x mod {size}, y mod {size}) of the matrix {rows}"
    return Made(
        f"{VECTOR} @f(int width, int height, uint8_t first)",
        body,
        oracle,
        lambda r: [r.randrange(1, 9), r.choice((1, 2, 4, 8, 12, 16)), r.choice((0, 1, 16, 48))],
        (
            f"Dithered vertical gradient over {steps} palette entries from `first` on: {formula}. Row-major.",
            f"Write a function that paints a sky: a picture of `width` x `height` pixels (both at least 1) in which the index goes from `first` at the top towards first + {steps - 1} at the bottom with ordered dithering. In row y, {formula} (rows of the matrix separated by /). A byte a pixel, row by row.",
            f"How do I fill a rectangle with a {size}x{size} Bayer gradient of {steps} colors? {formula}",
            f"My generator for backdrops: consecutive palette entries, {steps} of them beginning with `first`, dithered downwards. {formula[0].upper() + formula[1:]}. Return all pixels, top row first.",
        ),
    )


RECIPES = (
    resize_picture,
    scale2x_picture,
    shear_rows,
    place_on_canvas,
    crop_to_content,
    water_reflection,
    stippled_sprite,
    wipe_between,
    rgb_preview,
    cells_over_limit,
    background_of_cells,
    checker_background,
    shade_gradient,
)
