"""Tools of a pixel editor: brushes, circles, ellipses, thick lines, polygons, strokes, selections moved and turned, undo."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes
from oracle_lib.tasks.kit.pictures import in_line, in_rows, some_pixels

SUBJECT = "pixel editor"
VECTOR = "std::vector<uint8_t>"
INTS = "const std::vector<int>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _canvas(r: random.Random, most: int = 10, least: int = 2) -> tuple[list[int], int, int]:
    width, height = r.randrange(least, most), r.randrange(least, most)
    return some_pixels(r, width * height, 4, 0.6), width, height


def round_brush(rng: random.Random) -> Made:
    shape = rng.choice(("circle", "diamond", "square"))
    counted = rng.random() < 0.4
    test = {
        "circle": "dx * dx + dy * dy <= radius * radius",
        "diamond": "std::abs(dx) + std::abs(dy) <= radius",
        "square": "",
    }[shape]
    change = "if (pixel != color) ++changed;\n      pixel = color;" if counted else "pixel = color;"
    body = (
        cpp(
            """
        @init
        int height = pixels.size() / width;
        for (int dy = -radius; dy <= radius; ++dy)
          for (int dx = -radius; dx <= radius; ++dx) {
            int u = x + dx, v = y + dy;
            if (@test u < 0 || v < 0 || u >= width || v >= height) continue;
            uint8_t& pixel = pixels[v * width + u];
            @change
          }
        @ret
        """,
            init="int changed = 0;" if counted else "",
            test=f"!({test}) ||" if test else "",
            change=change.replace("\n      ", "\n    "),
            ret="return changed;" if counted else "",
        )
        .replace("(  u", "( u")
        .replace("( u", "(u")
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(pixels: list[int], width: int, x: int, y: int, radius: int, color: int) -> int:
        changed = 0
        for i, old in enumerate(pixels):
            a, b = abs(i % width - x), abs(i // width - y)
            if {"circle": a * a + b * b <= radius**2, "diamond": a + b <= radius, "square": max(a, b) <= radius}[shape]:
                changed += old != color
                pixels[i] = color
        return changed

    def given(r: random.Random) -> list[object]:
        pixels, width, height = _canvas(r)
        return [
            pixels,
            width,
            r.randrange(-2, width + 2),
            r.randrange(-2, height + 2),
            r.choice((0, 1, 2, 3)),
            r.randrange(4),
        ]

    rule = {
        "circle": "dx * dx + dy * dy <= radius * radius",
        "diamond": "|dx| + |dy| <= radius",
        "square": "|dx| <= radius and |dy| <= radius",
    }[shape]
    report = " Return how many pixels got another value." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} pixels, int width, int x, int y, int radius, uint8_t color)",
        body,
        oracle,
        given,
        (
            f"Stamp a {shape} brush at (x, y): all pixels with {rule} become `color`, clipped to the canvas (`width` a row).{report}",
            f"Write a function that paints one dab of a {shape} brush. `pixels` has a byte a pixel, row by row. Every pixel whose distance (dx, dy) from (`x`, `y`) satisfies {rule} becomes `color`. The centre may lie outside; only pixels on the canvas are touched; radius >= 0.{report}",
            f"How do I draw with a {shape} brush of a given radius? {rule}, clip at the borders, centre anywhere.{report}",
            f"Brush sizes for my tile painter: radius 0 is a single pixel, larger ones cover {rule} around the mouse. The mouse may be off the canvas.{report}",
        ),
    )


def ellipse_in_box(rng: random.Random) -> Made:
    rim = rng.random() < 0.4
    body = cpp(
        """
        int height = pixels.size() / width, w = x1 - x0 + 1, h = y1 - y0 + 1;
        auto inside = [&](int x, int y) {
          int dx = 2 * x - x0 - x1, dy = 2 * y - y0 - y1;
          return dx * dx * h * h + dy * dy * w * w <= w * w * h * h;
        };
        for (int y = y0; y <= y1; ++y)
          for (int x = x0; x <= x1; ++x) {
            if (x < 0 || y < 0 || x >= width || y >= height || !inside(x, y)) continue;
            @put
          }
        """,
        put="if (!inside(x - 1, y) || !inside(x + 1, y) || !inside(x, y - 1) || !inside(x, y + 1)) pixels[y * width + x] = color;"
        if rim
        else "pixels[y * width + x] = color;",
    )

    def oracle(pixels: list[int], width: int, x0: int, y0: int, x1: int, y1: int, color: int) -> None:
        w, h = x1 - x0 + 1, y1 - y0 + 1
        solid = {
            (x, y)
            for x in range(x0, x1 + 1)
            for y in range(y0, y1 + 1)
            if ((2 * x - x0 - x1) * h) ** 2 + ((2 * y - y0 - y1) * w) ** 2 <= (w * h) ** 2
        }
        for i in range(len(pixels)):
            y, x = divmod(i, width)
            near = {(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)}
            if (x, y) in solid and not (rim and near <= solid):
                pixels[i] = color

    def given(r: random.Random) -> list[object]:
        pixels, width, height = _canvas(r, 12, 4)
        x0, y0 = r.randrange(-2, width - 1), r.randrange(-2, height - 1)
        return [pixels, width, x0, y0, x0 + r.randrange(0, 9), y0 + r.randrange(0, 9), r.randrange(1, 16)]

    rule = "with w = x1 - x0 + 1 and h = y1 - y0 + 1, pixel (x, y) of the box belongs to it if (2x - x0 - x1)^2 * h^2 + (2y - y0 - y1)^2 * w^2 <= w^2 * h^2"
    part = (
        "only its pixels that have a neighbour left, right, above or below which doesn't belong to it"
        if rim
        else "all its pixels"
    )
    return Made(
        f"void @f({BUFFER} pixels, int width, int x0, int y0, int x1, int y1, uint8_t color)",
        body,
        oracle,
        given,
        (
            f"Ellipse in the box (x0, y0)-(x1, y1), corners included: {rule}; set {part} to `color`, clipped.",
            f"Write a function that draws {'the outline of' if rim else ''} an ellipse into a picture with a byte a pixel, `width` a row. It fills the box from (x0, y0) to (x1, y1), both included, x0 <= x1, y0 <= y1: {rule}. Set {part} to `color`; what is outside of the picture is left out.".replace(
                "draws  an", "draws an"
            ),
            f"How do I implement the {'hollow' if rim else 'filled'} ellipse tool on index pixels? {rule}; draw {part}; clip",
            f"Dragging a box draws an ellipse: {rule}. Color {part}. The box may hang over the canvas; its corners are sorted.",
        ),
    )


def midpoint_circle(rng: random.Random) -> Made:
    body = cpp(
        """
        std::set<std::pair<int, int>> points;
        int x = radius, y = 0, error = 1 - radius;
        while (x >= y) {
          for (auto [u, v] : {std::pair{x, y}, {y, x}})
            for (int sx : {-1, 1})
              for (int sy : {-1, 1}) points.insert({cy + sy * v, cx + sx * u});
          ++y;
          if (error < 0) {
            error += 2 * y + 1;
          } else {
            --x;
            error += 2 * (y - x) + 1;
          }
        }
        @result
        """,
        result="return points.size();"
        if (count := rng.random() < 0.3)
        else "std::vector<int> out;\nfor (auto [v, u] : points) out.insert(out.end(), {u, v});\nreturn out;",
    )

    def oracle(cx: int, cy: int, radius: int) -> object:
        octant = []
        x, d = radius, 1 - radius
        for y in range(radius + 1):
            if x < y:
                break
            octant.append((x, y))
            if d >= 0:
                x -= 1
                d -= 2 * x
            d += 2 * (y + 1) + 1
        spots = {
            (cx + sx * u, cy + sy * v)
            for a, b in octant
            for u, v in ((a, b), (b, a))
            for sx in (1, -1)
            for sy in (1, -1)
        }
        ordered = sorted(spots, key=lambda p: (p[1], p[0]))
        return len(spots) if count else [v for p in ordered for v in p]

    rule = "x = radius, y = 0, d = 1 - radius; while x >= y: the eight mirror images of (x, y) belong to the circle; then y grows by 1, and if d < 0, d += 2y + 1, else x shrinks by 1 and d += 2(y - x) + 1 (with the new values)"
    result = (
        "the number of different pixels" if count else "the different pixels as x, y, x, y ..., sorted by y, then x"
    )
    return Made(
        f"{'int' if count else 'std::vector<int>'} @f(int cx, int cy, int radius)",
        body,
        oracle,
        lambda r: [r.randrange(-5, 20), r.randrange(-5, 20), r.choice((0, 1, 2, 3, 4, 6, 9))],
        (
            f"Midpoint circle around (cx, cy), d = 1 - radius ({rule.partition('; ')[2]}): return {result}.",
            f"Write a function that computes the pixels of a circle's outline with the midpoint algorithm: {rule}. Mirror images are (cx +- x, cy +- y) and (cx +- y, cy +- x). Return {result}; radius >= 0.",
            f"How do I rasterise a circle with integers? {rule}; I want {result}, coordinates relative to nothing (cx and cy added), radius 0 is one pixel",
            f"The circle tool previews its pixels. Algorithm: {rule}; all signs and both orders of x and y around the centre. Result: {result} (each only once).",
        ),
    )


def polygon_mask(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> mask(width * height);
        size_t count = points.size() / 2;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            bool inside = false;
            for (size_t i = 0; i < count; ++i) {
              size_t j = (i + 1) % count;
              int ax = points[2 * i], ay = points[2 * i + 1], bx = points[2 * j], by = points[2 * j + 1];
              if ((ay > y) == (by > y)) continue;
              if (by < ay) {
                std::swap(ax, bx);
                std::swap(ay, by);
              }
              if ((x - ax) * (by - ay) < (bx - ax) * (y - ay)) inside = !inside;
            }
            mask[y * width + x] = inside;
          }
        return @result;
        """,
        result="std::count(mask.begin(), mask.end(), 1)" if (count := rng.random() < 0.3) else "mask",
    )

    def oracle(points: list[int], width: int, height: int) -> object:
        corners = in_rows(points, 2)
        edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
        out = []
        for y in range(height):
            for x in range(width):
                crossings = 0
                for (ax, ay), (bx, by) in edges:
                    if min(ay, by) <= y < max(ay, by):
                        # The edge is right of the pixel.
                        left = (y - ay) * (bx - ax) - (x - ax) * (by - ay)
                        crossings += (left > 0) == (by > ay) and left != 0
                out.append(crossings % 2)
        return sum(out) if count else out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 9), r.randrange(1, 8)
        return [
            [v for _ in range(r.randrange(0, 6)) for v in (r.randrange(-2, width + 2), r.randrange(-2, height + 2))],
            width,
            height,
        ]

    rule = "a pixel (x, y) is inside if an odd number of edges cross its row to the right of it; an edge crosses row y if exactly one of its ends has a y greater than the pixel's, and it does so to the right if its exact x in that row is greater than the pixel's x"
    result = (
        "how many pixels are inside" if count else "a mask of width * height bytes, 1 inside and 0 outside, row by row"
    )
    return Made(
        f"{'int' if count else VECTOR} @f({INTS} points, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Lasso selection: closed polygon of points x, y, x, y ...; {rule}. Return {result}.",
            f"Write a function that fills a polygon by the even-odd rule. `points` lists its corners as x and y in turn, the last is joined to the first. Of the pixels with 0 <= x < width and 0 <= y < height, {rule}. Return {result}. Corners may be outside; there may be none.",
            f"How do I turn a lasso path into a selection? even-odd: {rule}; no rounding; output {result}",
            f"Free-form selection in a pixel editor. For the closed path through the given corners (pairs of x, y), {rule}. I need {result}; the area is width x height.",
        ),
    )


def stroke_without_corners(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<int> out;
        for (size_t i = 0; i + 1 < points.size(); i += 2) {
          size_t n = out.size();
          if (n >= 2 && out[n - 2] == points[i] && out[n - 1] == points[i + 1]) continue;
          if (n >= 4) {
            int dx = std::abs(points[i] - out[n - 4]), dy = std::abs(points[i + 1] - out[n - 3]);
            if (dx == 1 && dy == 1 && (out[n - 2] == points[i] || out[n - 1] == points[i + 1]) && (out[n - 2] == out[n - 4] || out[n - 1] == out[n - 3]))
              out.resize(n - 2);
          }
          out.insert(out.end(), {points[i], points[i + 1]});
        }
        return out;
        """
    )

    def oracle(points: list[int]) -> list[int]:
        out: list[tuple[int, int]] = []
        for x, y in zip(points[::2], points[1::2], strict=False):
            if out and out[-1] == (x, y):
                continue
            if len(out) > 1:
                (ax, ay), (bx, by) = out[-2:]
                diagonal = abs(x - ax) == 1 == abs(y - ay)
                if diagonal and (bx, by) in ((ax, y), (x, ay)):
                    out.pop()
            out.append((x, y))
        return [v for p in out for v in p]

    def given(r: random.Random) -> list[object]:
        x, y = 5, 5
        out = []
        for _ in range(r.randrange(0, 9)):
            out += [x, y]
            dx, dy = r.choice(((1, 0), (0, 1), (1, 0), (0, 1), (-1, 0), (1, 1), (0, 0)))
            x, y = x + dx, y + dy
        return [out]

    rule = "if the last kept point is a corner, i.e. the new point is diagonally next to the point kept before it and the last kept one is next to both of them horizontally or vertically, the last kept one is removed first"
    return Made(
        f"std::vector<int> @f({INTS} points)",
        body,
        oracle,
        given,
        (
            f"Pixel-perfect stroke: points x, y, x, y ... one after another; skip a point equal to the last kept one; otherwise {rule}; then keep the new one. Return the kept points.",
            f"Write a function that cleans a freehand stroke. `points` has x and y in turn. Going through them: a point equal to the last kept one is skipped; {rule}; then the new point is kept. Return the kept points in the same form.",
            f"How do I remove the L-shaped corners of a hand-drawn pixel line ('pixel perfect' mode)? process points in order; duplicates of the last kept are dropped; {rule}; flat x, y list out",
            f"Lines drawn with the mouse get ugly doubled corners. In order: ignore repeats of the last kept point; {rule}; append. Result: remaining points, x and y alternating.",
        ),
    )


def move_selection(rng: random.Random) -> Made:
    copy = rng.random() < 0.4
    keep_zero = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> old = pixels;
        int height = pixels.size() / width;
        @clear
        for (int v = 0; v < height; ++v)
          for (int u = 0; u < width; ++u) {
            if (mask[v * width + u] == 0@skip) continue;
            int x = u + dx, y = v + dy;
            if (x >= 0 && y >= 0 && x < width && y < height) pixels[y * width + x] = old[v * width + u];
          }
        """,
        clear="" if copy else "for (size_t i = 0; i < pixels.size(); ++i)\n  if (mask[i] != 0) pixels[i] = 0;",
        skip=" || old[v * width + u] == 0" if keep_zero else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(pixels: list[int], mask: list[int], width: int, dx: int, dy: int) -> None:
        height = len(pixels) // width
        lifted = {
            (i % width + dx, i // width + dy): p
            for i, (p, m) in enumerate(zip(pixels, mask, strict=True))
            if m and (p or not keep_zero)
        }
        for i in range(len(pixels)):
            spot = (i % width, i // width)
            if mask[i] and not copy:
                pixels[i] = 0
            if spot in lifted and spot[1] < height:
                pixels[i] = lifted[spot]

    def given(r: random.Random) -> list[object]:
        pixels, width, _height = _canvas(r, 7)
        return [pixels, [int(r.random() < 0.4) for _ in pixels], width, r.randrange(-3, 4), r.randrange(-3, 4)]

    lift = (
        "the selected pixels stay where they are as well"
        if copy
        else "the places they leave become 0 (unless another selected pixel arrives there)"
    )
    zero = "; transparent (0) ones don't cover anything" if keep_zero else ", 0 included"
    return Made(
        f"void @f({BUFFER} pixels, {BYTES} mask, int width, int dx, int dy)",
        body,
        oracle,
        given,
        (
            f"{'Copy' if copy else 'Move'} the selected pixels (mask not 0) by (dx, dy){zero}; {lift}; what leaves the canvas is lost.",
            f"Write a function that {'copies' if copy else 'moves'} a selection of any shape. `mask` has a byte for each pixel, not 0 where it is selected. All selected pixels are drawn again `dx` further right and `dy` further down (negative: left, up){zero}; {lift}. Pixels that would be outside are lost. It must not matter how old and new places overlap.",
            f"How do I {'duplicate' if copy else 'shift'} a masked area of an indexed picture? by (dx, dy), overlap-safe{zero}; {lift}; clip at the canvas (`width` a row)",
            f"Selection tool{', with Ctrl held' if copy else ''}: masked pixels are {'stamped' if copy else 'dragged'} by dx, dy{zero}; {lift}. Everything refers to the picture before the call; drop what falls outside.",
        ),
    )


def turn_selection(rng: random.Random) -> Made:
    what = rng.choice(("half", "hflip", "vflip", "transpose"))
    source = {
        "half": "block[(size - 1 - j) * size + size - 1 - i]",
        "hflip": "block[j * size + size - 1 - i]",
        "vflip": "block[(size - 1 - j) * size + i]",
        "transpose": "block[i * size + j]",
    }[what]
    body = f"std::vector<uint8_t> block;\nfor (int j = 0; j < size; ++j)\n  for (int i = 0; i < size; ++i) block.push_back(pixels[(top + j) * width + left + i]);\nfor (int j = 0; j < size; ++j)\n  for (int i = 0; i < size; ++i) pixels[(top + j) * width + left + i] = {source};"

    def oracle(pixels: list[int], width: int, left: int, top: int, size: int) -> None:
        rows = in_rows(pixels, width)
        part = [row[left : left + size] for row in rows[top : top + size]]
        if what in ("half", "vflip"):
            part = part[::-1]
        if what in ("half", "hflip"):
            part = [row[::-1] for row in part]
        if what == "transpose":
            part = [list(column) for column in zip(*part, strict=True)]
        for row, new in zip(rows[top:], part, strict=False):
            row[left : left + size] = new
        pixels[:] = in_line(rows)

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 8), r.randrange(1, 8)
        size = r.randrange(0, min(width, height) + 1)
        return [
            some_pixels(r, width * height, 99, 0.1),
            width,
            r.randrange(width - size + 1),
            r.randrange(height - size + 1),
            size,
        ]

    task = {
        "half": "turned by 180 degrees",
        "hflip": "mirrored left to right",
        "vflip": "mirrored top to bottom",
        "transpose": "mirrored along the diagonal from its upper left to its lower right corner",
    }[what]
    return Made(
        f"void @f({BUFFER} pixels, int width, int left, int top, int size)",
        body,
        oracle,
        given,
        (
            f"Square of `size` pixels at (left, top) in a picture of `width` a row, {task} in place; inside the picture.",
            f"Write a function that replaces a square part of a picture by itself {task}. `pixels` has a byte a pixel, row by row. The square begins at column `left`, row `top` and has `size` (0 or more) pixels a side; it lies within the picture.",
            f"How do I get a selected square {task} without touching the rest? byte a pixel, row-major, in place, always inside",
            f"Transform menu of my pixel editor: the square selection ({task}). Left, top and size are valid; other pixels don't change.",
        ),
    )


def symmetric_pen(rng: random.Random) -> Made:
    axes = rng.choice(("vertical", "both", "four"))
    spots = {
        "vertical": "{std::pair{x, y}, {width - 1 - x, y}}",
        "both": "{std::pair{x, y}, {width - 1 - x, y}, {x, height - 1 - y}, {width - 1 - x, height - 1 - y}}",
        "four": "{std::pair{x, y}, {y, side - x}, {side - x, side - y}, {side - y, x}}",
    }[axes]
    head = "int side = width - 1;" if axes == "four" else "int height = pixels.size() / width;"
    if axes == "vertical":
        head = ""
    counted = rng.random() < 0.4
    inner = (
        "if (pixels[v * width + u] != color) ++changed;\n  pixels[v * width + u] = color;"
        if counted
        else "pixels[v * width + u] = color;"
    )
    body = f"{'int changed = 0;' if counted else ''}\n{head}\nfor (auto [u, v] : {spots}) {{\n  {inner}\n}}\n{'return changed;' if counted else ''}"
    if not counted:
        body = f"{head}\nfor (auto [u, v] : {spots}) {inner}"
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(pixels: list[int], width: int, x: int, y: int, color: int) -> int:
        height = len(pixels) // width
        points = {(x, y)}
        if axes == "four":
            for _ in range(3):
                points |= {(width - 1 - b, a) for a, b in points}
        else:
            points |= {(width - 1 - a, b) for a, b in points}
            if axes == "both":
                points |= {(a, height - 1 - b) for a, b in points}
        old = list(pixels)
        for a, b in points:
            pixels[b * width + a] = color
        return sum(p != q for p, q in zip(old, pixels, strict=True))

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 7), r.randrange(1, 7)
        if axes == "four":
            height = width
        return [some_pixels(r, width * height, 3, 0.4), width, r.randrange(width), r.randrange(height), r.randrange(3)]

    rule = {
        "vertical": "(x, y) and its mirror image left to right",
        "both": "(x, y) and its mirror images left to right, top to bottom and both",
        "four": "(x, y) and the three places it gets to when the square picture is turned by 90, 180 and 270 degrees",
    }[axes]
    report = " Return how many pixels changed their value." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} pixels, int width, int x, int y, uint8_t color)",
        body,
        oracle,
        given,
        (
            f"Symmetric pen: set {rule} to `color` in a picture of `width` a row{' (as many rows)' if axes == 'four' else ''}.{report}",
            f"Write a function that draws a pixel with symmetry. In the picture (a byte a pixel, row by row{', as high as wide' if axes == 'four' else ''}) the pixels {rule} become `color`; some of them may be the same pixel. The point is inside.{report}",
            f"How do I implement mirrored drawing? {rule} := color, whole picture as reference{', square' if axes == 'four' else ''}.{report}",
            f"For symmetric tiles every pen dot is repeated: {rule}. Coordinates count from the upper left and are valid{'; width and height are equal' if axes == 'four' else ''}.{report}",
        ),
    )


def same_color_selection(rng: random.Random) -> Made:
    box = rng.random() < 0.5
    invert = rng.random() < 0.3
    op = "!=" if invert else "=="
    if box:
        body = f"int left = width, top = height, right = -1, bottom = -1;\nfor (int i = 0; i < width * height; ++i) {{\n  if (!(pixels[i] {op} pixels[y * width + x])) continue;\n  left = std::min(left, i % width);\n  right = std::max(right, i % width);\n  top = std::min(top, i / width);\n  bottom = std::max(bottom, i / width);\n}}\nreturn {{left, top, right - left + 1, bottom - top + 1}};"
        body = body.replace("!(pixels[i] == pixels[y * width + x])", "pixels[i] != pixels[y * width + x]").replace(
            "!(pixels[i] != pixels[y * width + x])", "pixels[i] == pixels[y * width + x]"
        )
        if invert:
            body = body.replace("return {left", "if (right < 0) return {0, 0, 0, 0};\nreturn {left")
    else:
        body = f"std::vector<uint8_t> mask((width * height + 7) / 8);\nfor (int i = 0; i < width * height; ++i)\n  if (pixels[i] {op} pixels[y * width + x]) mask[i / 8] |= 0x80 >> i % 8;\nreturn mask;"

    def oracle(pixels: list[int], width: int, height: int, x: int, y: int) -> list[int]:
        wanted = in_rows(pixels, width)[y][x]
        hits = [(p == wanted) != invert for p in pixels]
        if not box:
            text = "".join("01"[h] for h in hits)
            return [int(text[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(text), 8)]
        ys = [i // width for i, h in enumerate(hits) if h]
        xs = sorted({i % width for i, h in enumerate(hits) if h})
        return [xs[0], ys[0], xs[-1] - xs[0] + 1, ys[-1] - ys[0] + 1] if xs else [0, 0, 0, 0]

    def given(r: random.Random) -> list[object]:
        pixels, width, height = _canvas(r, 7, 1)
        return [pixels, width, height, r.randrange(width), r.randrange(height)]

    which = "another value than" if invert else "the same value as"
    result = (
        f"the smallest box {{x, y, w, h}} around them{', four zeros if there are none' if invert else ''}"
        if box
        else "them as a bit mask, one bit a pixel in reading order, bit 7 first, unused bits at the end 0 (rows are not padded)"
    )
    return Made(
        f"{'std::array<int, 4>' if box else VECTOR} @f({BYTES} pixels, int width, int height, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Select by color: all pixels with {which} the one at (x, y), connected or not; return {result}.",
            f"Write a function for 'select by color' in a picture of width x height pixels, a byte each, row by row. Selected are all pixels that have {which} the pixel at (`x`, `y`), wherever they are. Return {result}. The point is inside.",
            f"How do I do a global magic wand{' (inverted)' if invert else ''}? pixels with {which} pixel (x, y); output {result}",
            f"Clicking a pixel selects everything with {which} it, all over the canvas. I need {result}; the click is always on the picture.",
        ),
    )


def undo_changes(rng: random.Random) -> Made:
    undo = rng.random() < 0.5
    if undo:
        body = "for (size_t i = 0; i + 2 < changes.size(); i += 3) {\n  size_t at = changes.size() / 3 * 3 - 3 - i;\n  pixels[changes[at]] = changes[at + 1];\n}"
    else:
        body = "std::vector<int> out;\nfor (size_t i = 0; i < before.size(); ++i)\n  if (before[i] != after[i]) out.insert(out.end(), {static_cast<int>(i), before[i], after[i]});\nreturn out;"

    def back(pixels: list[int], changes: list[int]) -> None:
        for at, old, _ in [one for one in in_rows(changes, 3) if len(one) == 3][::-1]:
            pixels[at] = old

    def noted(before: list[int], after: list[int]) -> list[int]:
        return in_line([[i, a, b] for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b])

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 12)
        one = some_pixels(r, size, 9)
        if undo:
            changes = []
            for _ in range(r.randrange(0, 6)):
                changes += [r.randrange(size), r.randrange(9), r.randrange(9)]
            return [one, changes + [0] * r.choice((0, 0, 2))]
        return [one, [p if r.random() < 0.6 else r.randrange(9) for p in one]]

    if undo:
        asks = (
            "Undo recorded pixel changes: `changes` = index, old, new, index, old, new ...; take them back from the last to the first. An incomplete triple at the end is ignored.",
            "Write a function that takes back a drawing action. `changes` holds, in the order in which they happened, triples of pixel index, old value, new value; the same pixel may occur several times. Restore the old values in `pixels`. One or two numbers left over at the end are ignored; indexes are valid.",
            "How do I roll back a list of (index, old, new) pixel edits? reverse order, so repeated pixels end with their oldest value; flat ints, whole triples only",
            "My undo step is a flat list of triples (where, what was there, what came). Put the picture back as it was before the first of them, even if a pixel was painted twice; a cut-off triple doesn't count.",
        )
    else:
        asks = (
            "Record the difference of two pictures of one size as triples: index, old value, new value for each changed pixel, ascending.",
            "Write a function that makes the undo record of a drawing action: compare `before` and `after` (equally many pixels, a byte each) and list, in order, for each different pixel its index, the old value and the new value, one after the other.",
            "How do I store a minimal pixel diff for undo/redo? flat list of index, before, after where they differ; same size",
            "After each brush stroke I keep what changed: for every pixel that isn't the same, where it is, what it was, what it is. Three numbers each in one flat list, by ascending position.",
        )
    return Made(
        f"void @f({BUFFER} pixels, {INTS} changes)" if undo else f"std::vector<int> @f({BYTES} before, {BYTES} after)",
        body,
        back if undo else noted,
        given,
        asks,
    )


def replace_under_brush(rng: random.Random) -> Made:
    cycle = rng.random() < 0.5
    body = cpp(
        """
        int count = 0;
        for (int v = std::max(y, 0); v < std::min<int>(y + size, pixels.size() / width); ++v)
          for (int u = std::max(x, 0); u < std::min(x + size, width); ++u) {
            uint8_t& pixel = pixels[v * width + u];
            @rule
            ++count;
          }
        return count;
        """,
        rule="if (pixel < first || pixel > last) continue;\n    pixel = pixel == last ? first : pixel + 1;"
        if cycle
        else "if (pixel < first || pixel >= last) continue;\n    ++pixel;",
    )

    def oracle(pixels: list[int], width: int, x: int, y: int, size: int, first: int, last: int) -> int:
        ramp = list(range(first, last + 1))
        nexts = dict(zip(ramp, [*ramp[1:], first], strict=True)) if cycle else dict(itertools.pairwise(ramp))
        count = 0
        for i, p in enumerate(pixels):
            if x <= i % width < x + size and y <= i // width < y + size and p in nexts:
                pixels[i] = nexts[p]
                count += 1
        return count

    def given(r: random.Random) -> list[object]:
        pixels, width, height = _canvas(r, 8)
        first = r.randrange(0, 3)
        return [
            pixels,
            width,
            r.randrange(-2, width),
            r.randrange(-2, height),
            r.choice((1, 2, 3, 9)),
            first,
            r.randrange(first, 4),
        ]

    end = "`last` becomes `first` again" if cycle else "`last` stays"
    return Made(
        f"int @f({BUFFER} pixels, int width, int x, int y, int size, uint8_t first, uint8_t last)",
        body,
        oracle,
        given,
        (
            f"Shading brush: in the size x size square at (x, y), clipped, raise pixels within the ramp first..last by one index; {end}. Return the number of pixels changed{' (in the ramp)' if cycle else ''}.",
            f"Write a function for a brush that shades along a palette ramp. The ramp are the indexes from `first` to `last` (first <= last). In the square with the upper left corner (`x`, `y`) and `size` pixels a side, as far as it is on the picture, every pixel of the ramp becomes the next index of it; {end}, others aren't touched. Return how many pixels were {'of the ramp' if cycle else 'raised'}. `width` pixels a row, size >= 1.",
            f"How do I make a 'lighten along ramp' brush for indexed art? square brush, clip, index + 1 inside [first, last], {end}; result: count of {'ramp pixels met' if cycle else 'pixels that changed'}",
            f"Each dab pushes colors one step up a ramp of palette entries (first to last, {end}); pixels of other colors stay. The brush is a square of `size` from (x, y) down right and may hang over the edge. How many pixels {'of the ramp did it cover' if cycle else 'did it raise'}?",
        ),
    )


def cells_of_mouse_path(rng: random.Random) -> Made:
    grid = rng.choice((8, 16))
    body = cpp(
        """
        std::vector<int> cells;
        for (size_t i = 0; i + 1 < points.size(); i += 2) {
          if (points[i] < 0 || points[i + 1] < 0 || points[i] >= columns * @unit || points[i + 1] >= rows * @unit) continue;
          int cell = points[i + 1] / @unit * columns + points[i] / @unit;
          if (@test) cells.push_back(cell);
        }
        return cells;
        """,
        unit=f"{grid} * zoom" if (zoomed := rng.random() < 0.5) else str(grid),
        test="std::find(cells.begin(), cells.end(), cell) == cells.end()"
        if (once := rng.random() < 0.5)
        else "cells.empty() || cells.back() != cell",
    )
    if zoomed:
        body = body.replace(f"/ {grid} * zoom", f"/ ({grid} * zoom)")

    def oracle(points: list[int], columns: int, rows: int, zoom: int = 1) -> list[int]:
        side = grid * zoom
        out: list[int] = []
        for x, y in zip(points[::2], points[1::2], strict=False):
            column, row = x // side, y // side
            if 0 <= column < columns and 0 <= row < rows:
                cell = row * columns + column
                if cell not in (out if once else out[-1:]):
                    out.append(cell)
        return out

    def given(r: random.Random) -> list[object]:
        columns, rows, zoom = r.randrange(1, 5), r.randrange(1, 4), r.choice((1, 2, 3))
        side = grid * (zoom if zoomed else 1)
        points = [
            v
            for _ in range(r.randrange(0, 8))
            for v in (r.randrange(-3, columns * side + 3), r.randrange(-3, rows * side + 3))
        ]
        return [points, columns, rows, *((zoom,) if zoomed else ())]

    scale = f"{grid} * zoom" if zoomed else str(grid)
    rule = (
        "each cell once, in the order of the first visit"
        if once
        else "a cell is listed again when the mouse comes back to it, but not twice in a row"
    )
    return Made(
        f"std::vector<int> @f({INTS} points, int columns, int rows{', int zoom' if zoomed else ''})",
        body,
        oracle,
        given,
        (
            f"Mouse path (x, y, x, y ... in screen pixels) to visited cells of a columns x rows grid with cells of {scale} pixels: row * columns + column; {rule}. Points outside are skipped.",
            f"Write a function that lists the tiles under a mouse path. The grid has `columns` x `rows` tiles, each {scale} pixels wide and high on the screen{' (zoom >= 1)' if zoomed else ''}, beginning at (0, 0). For every point of the flat list of x and y that lies on the grid take the tile's number, row by row; {rule}.",
            f"How do I find the tiles that a drag has touched? cell side {scale}; index row * columns + column, {rule}; ignore points off the grid (negative ones too)",
            f"While dragging, my tile painter collects mouse positions. Which cells ({scale} screen pixels) are to be painted? Numbers in reading order of the grid, {rule}; positions outside of it don't count.",
        ),
    )


RECIPES = (
    round_brush,
    ellipse_in_box,
    midpoint_circle,
    polygon_mask,
    stroke_without_corners,
    move_selection,
    turn_selection,
    symmetric_pen,
    same_color_selection,
    undo_changes,
    replace_under_brush,
    cells_of_mouse_path,
)
