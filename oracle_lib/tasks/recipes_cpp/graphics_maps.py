"""Tilemaps as a whole: screens joined, columns for scrolling, mirrored copies, stripes for VRAM, patterns, edges, overviews."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _cells(r: random.Random, count: int, kinds: int = 4) -> list[int]:
    return [r.choice((0, 0, r.randrange(kinds))) for _ in range(count)]


def _rows(cells: list[int], width: int) -> list[list[int]]:
    return [cells[i : i + width] for i in range(0, len(cells) - width + 1, width)] if width > 0 else []


def scroll_column(rng: random.Random) -> Made:
    ring = rng.choice((32, 32, 16))
    tall = rng.choice((28, 30, 32)) if ring == 32 else 15
    row = rng.random() < 0.4
    blank = rng.choice((0, 0xFF))
    if row:
        body = f"std::vector<uint8_t> line({ring}, {blank});\nfor (int i = 0; i < {ring}; ++i) {{\n  int x = left + i;\n  if (x >= 0 && x < width) line[x % {ring}] = level[y * width + x];\n}}\nreturn line;"
        signature = f"std::vector<uint8_t> @f({BYTES} level, int width, int y, int left)"
    else:
        body = f"std::vector<uint8_t> line({ring}, {blank});\nint height = level.size() / width;\nfor (int i = 0; i < {tall}; ++i) {{\n  int y = top + i;\n  if (y >= 0 && y < height) line[y % {ring}] = level[y * width + x];\n}}\nreturn line;"
        signature = f"std::vector<uint8_t> @f({BYTES} level, int width, int x, int top)"

    def oracle(level: list[int], width: int, fixed: int, first: int) -> list[int]:
        rows = _rows(level, width)
        line = dict(enumerate(rows[fixed])) if row else {y: one[fixed] for y, one in enumerate(rows)}
        count = ring if row else tall
        return [
            next((line[i] for i in line if i % ring == slot and first <= i < first + count), blank)
            for slot in range(ring)
        ]

    def given(r: random.Random) -> list[object]:
        width, height = (r.randrange(20, 50), 3) if row else (3, r.randrange(20, 50))
        return [r.randbytes(width * height), width, r.randrange(3), r.choice((0, -3, 5, 20, r.randrange(-10, 40)))]

    axis, other, count = ("x", "left", ring) if row else ("y", "top", tall)
    thing = "row" if row else "column"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Scrolling: the {thing} to upload into a {ring}-cell ring map. The level cell with {axis} coordinate n goes to element n % {ring}, for the {count} cells from `{other}` on; outside of the level (or no cell): {blank}.",
            f"Write a function that prepares a new {thing} for a scrolling background. `level` has one byte a cell, row by row, `width` cells a row. Of {thing} {'y' if row else 'x'} take the cells {other} to {other} + {count - 1}; `{other}` may be negative. The result has {ring} bytes: the cell at {axis} = n lies at index n mod {ring}. Elements without a cell, as the level has none there, are {blank}.",
            f"How do I build the {thing} buffer when the camera moves? The BG wraps after {ring} cells, so cell {axis} lands in slot {axis} mod {ring}; {count} cells from `{other}` on; slots that get nothing hold {blank}. Cells off the map don't exist.",
            f"out[n % {ring}] = level({'n, y' if row else 'x, n'}) for n = {other} .. {other} + {count - 1} inside the level; other slots {blank}",
            f"My engine draws a {thing} of blocks whenever a new one comes into view: {ring} bytes, arranged as the wrapping VRAM map wants them ({axis} mod {ring}), {count} cells starting at `{other}`. Beyond the level's border, and in unused places, {blank}.",
        ),
    )


def view_with_wrap(rng: random.Random) -> Made:
    px = rng.random() < 0.5
    screens = rng.random() < 0.5
    side = rng.choice((4, 8)) if screens else 0
    corner = "int x0 = scrollX / 8, y0 = scrollY / 8;" if px else "int x0 = scrollX, y0 = scrollY;"
    place = (
        f"int x = (x0 + i) % {2 * side}, y = (y0 + j) % {2 * side};\n    out.push_back(map[(y / {side} * 2 + x / {side}) * {side * side} + y % {side} * {side} + x % {side}]);"
        if screens
        else "int x = (x0 + i) % 32, y = (y0 + j) % 32;\n    out.push_back(map[y * 32 + x]);"
    )
    body = f"{corner}\nstd::vector<uint16_t> out;\nfor (int j = 0; j < height; ++j)\n  for (int i = 0; i < width; ++i) {{\n    {place}\n  }}\nreturn out;"
    full = 2 * side if screens else 32

    def oracle(words: list[int], sx: int, sy: int, width: int, height: int) -> list[int]:
        if screens:
            parts = [_rows(words[n * side * side : (n + 1) * side * side], side) for n in range(4)]
            rows = [a + b for a, b in zip(parts[0], parts[1], strict=True)] + [
                a + b for a, b in zip(parts[2], parts[3], strict=True)
            ]
        else:
            rows = _rows(words, 32)
        unit = 8 if px else 1
        rows = [[*row, *row, *row][sx // unit % full :][:width] for row in rows]
        return [word for row in ([*rows, *rows, *rows][sy // unit % full :][:height]) for word in row]

    unit = "pixels (8 a tile; a tile partly visible at the left or top counts from its edge)" if px else "tiles"
    scale = 8 if px else 1
    lay = (
        f"four screens of {side}x{side} words one after another: upper left, upper right, lower left, lower right"
        if screens
        else "32x32 words, row by row"
    )
    return Made(
        f"std::vector<uint16_t> @f({WORDS} map, int scrollX, int scrollY, int width, int height)",
        body,
        oracle,
        lambda r: [
            [r.getrandbits(16) for _ in range(full * full)],
            r.choice((0, full * scale - 1, full * scale, r.randrange(3 * full * scale))),
            r.choice((0, full * scale - scale, r.randrange(2 * full * scale))),
            r.randrange(1, 7),
            r.randrange(1, 5),
        ],
        (
            f"Cut the visible width x height tile words out of a wrapping map ({lay}), scrolled by scrollX, scrollY {'pixels' if px else 'tiles'} (>= 0).",
            f"Write a function that returns what a background shows. The map is {lay}. The view begins at scrollX, scrollY, given in {unit}, and has `width` by `height` tiles (at most {full} each way). Beyond the right and lower border the map starts again, and the scroll values (not negative) may exceed its size. Result row by row.",
            f"How do I emulate BG scrolling in a preview? Layout: {lay}. Offsets in {unit}; everything wraps at {full} tiles. Output: width * height words in reading order.",
            f"out[j][i] = map(({'scrollX / 8' if px else 'scrollX'} + i) mod {full}, ({'scrollY / 8' if px else 'scrollY'} + j) mod {full}), map = {lay}",
            f"The camera preview of my editor copies a window of {'a larger BG' if screens else 'a BG'} ({lay}) with the scroll registers set to scrollX/scrollY ({'in pixels, rounded down to tiles' if px else 'in tiles'}); it wraps around on both axes.",
        ),
    )


def flatten_screens(rng: random.Random) -> Made:
    side = rng.choice((4, 8, 16))
    back = rng.random() < 0.4
    vertical = not back and rng.random() < 0.3
    if back:
        body = f"std::vector<uint8_t> out;\nint width = screens * {side};\nfor (int s = 0; s < screens; ++s)\n  for (int y = 0; y < {side}; ++y)\n    for (int x = 0; x < {side}; ++x) out.push_back(map[y * width + s * {side} + x]);\nreturn out;"
    elif vertical:
        body = f"std::vector<uint8_t> out;\nfor (int s = screens - 1; s >= 0; --s) out.insert(out.end(), map.begin() + s * {side * side}, map.begin() + (s + 1) * {side * side});\nreturn out;"
    else:
        body = f"std::vector<uint8_t> out;\nfor (int y = 0; y < {side}; ++y)\n  for (int s = 0; s < screens; ++s)\n    for (int x = 0; x < {side}; ++x) out.push_back(map[s * {side * side} + y * {side} + x]);\nreturn out;"

    def oracle(data: list[int], screens: int) -> list[int]:
        if back:
            rows = _rows(data, screens * side)
            return [cell for s in range(screens) for row in rows for cell in row[s * side : (s + 1) * side]]
        parts = [_rows(data[s * side * side : (s + 1) * side * side], side) for s in range(screens)]
        if vertical:
            return [cell for part in parts[::-1] for row in part for cell in row]
        return [cell for y in range(side) for part in parts for cell in part[y]]

    if back:
        asks: tuple[str, ...] = (
            f"Split {'an' if side == 8 else 'a'} {side}-row level (`screens` * {side} cells wide, row-major) into screens of {side}x{side}, left to right, each stored whole.",
            f"Write a function that stores a wide level screen by screen. `map` has {side} rows of {side} * screens bytes. The result holds first the leftmost {side}x{side} screen row by row, then the one to its right and so on.",
            f"How do I get from one long picture of a level to the game's order? The game wants all {side * side} cells of screen 0, then those of screen 1 ...; within a screen row by row.",
            f"out[s][y][x] = map[y][{side} * s + x], {side}x{side} screens",
            f"Saving: my editor keeps the level as {side} long rows, the ROM as `screens` separate squares of {side} by {side} bytes, from left to right.",
        )
    elif vertical:
        asks = (
            f"Vertical level of `screens` screens ({side}x{side} bytes each), stored from the bottom up: return it as one map from the top down.",
            f"Write a function that puts a climbing stage into reading order. The screens, each {side} rows of {side} bytes, are stored with the lowest one first; inside a screen the top row comes first. Return all rows of the stage from the top to the bottom.",
            f"How do I draw a tower level as one tall picture if its {side}x{side} screens are saved lowest first? Rows in a screen are already top down.",
            f"concatenate screens[screens-1] ... screens[0], {side * side} bytes each",
            f"In my game you start in screen 0 and climb. Screens have {side * side} bytes in normal order. The editor wants the whole tower, highest screen first.",
        )
    else:
        asks = (
            f"Join `screens` screens of {side}x{side} bytes side by side into one row-major map.",
            f"Write a function that assembles a side-scrolling level. It is stored as screens of {side} by {side} cells, one complete screen after the other from left to right, each row by row. Return the level as {side} long rows of {side} * screens bytes.",
            f"How do I turn screen-wise level data into a wide map? {side * side} bytes a screen; out row y = row y of screen 0, of screen 1 and so on",
            f"out[y][{side} * s + x] = map[s][y][x], {side}x{side} screens",
            f"My editor shows the level as one strip, but the ROM has it in squares of {side}x{side} blocks. Make the strip ({side} rows, top first).",
        )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, int screens)",
        body,
        oracle,
        lambda r: [r.randbytes(side * side * (n := r.randrange(1, 4))), n],
        asks,
    )


def mirrored_copy(rng: random.Random) -> Made:
    across = rng.random() < 0.6
    words = rng.random() < 0.6
    shared = rng.random() < 0.4
    kind, flip = ("uint16_t", " ^ 0x4000" if across else " ^ 0x8000") if words else ("uint8_t", "")
    less = 1 if shared else 0
    if across:
        body = f"std::vector<{kind}> out;\nfor (size_t top = 0; top < map.size(); top += width) {{\n  out.insert(out.end(), map.begin() + top, map.begin() + top + width);\n  for (size_t x = width{' - 1' if shared else ''}; x-- > 0;) out.push_back(map[top + x]{flip});\n}}\nreturn out;"
    else:
        body = f"std::vector<{kind}> out = map;\nfor (size_t y = map.size() / width{' - 1' if shared else ''}; y-- > 0;)\n  for (size_t x = 0; x < width; ++x) out.push_back(map[y * width + x]{flip});\nreturn out;"

    def oracle(cells: list[int], width: int) -> list[int]:
        bit = (0x4000 if across else 0x8000) if words else 0
        rows = _rows(cells, width)
        if across:
            return [cell for row in rows for cell in row + [one ^ bit for one in row[::-1][less:]]]
        return [cell for row in rows for cell in row] + [cell ^ bit for row in rows[::-1][less:] for cell in row]

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 5)
        count = width * r.randrange(1, 4)
        return [[r.getrandbits(16) for _ in range(count)] if words else r.randbytes(count), width]

    line = "column" if across else "row"
    side = "to the right of" if across else "below"
    axis = f"the last {line} is the axis and is not repeated" if shared else f"the last {line} appears twice"
    tile = (
        f"; mirrored tile words get their {'horizontal flip (bit 14)' if across else 'vertical flip (bit 15)'} toggled"
        if words
        else ""
    )
    return Made(
        f"std::vector<{kind}> @f({WORDS if words else BYTES} map, size_t width)",
        body,
        oracle,
        given,
        (
            f"Complete a symmetric map: append the mirror image {side} it ({axis}{tile}). `width` is the row length.",
            f"Write a function that doubles half a picture. `map` has whole rows of `width` {'SNES tile words' if words else 'blocks (bytes)'}, at least one. The result has its mirror image {side} the original: {axis}{tile}. Return it row by row.",
            f"How do I save ROM space with a mirrored {'title screen' if words else 'arena'}? I store one half and generate the other half {side} it; {axis}{tile}.",
            f"{'row + reversed row' if across else 'rows + reversed rows'}, {axis}{tile}",
            f"The boss room of my hack is symmetric, so the data have only its {'left' if across else 'upper'} half. Build the entire room; {axis}{tile}.",
        ),
    )


def neighbour_masks(rng: random.Random) -> Made:
    order = rng.choice(
        (("up", "right", "down", "left"), ("up", "left", "right", "down"), ("left", "right", "up", "down"))
    )
    outside = rng.random() < 0.5
    step = {"up": (0, -1), "right": (1, 0), "down": (0, 1), "left": (-1, 0)}
    dx = ", ".join(str(step[one][0]) for one in order)
    dy = ", ".join(str(step[one][1]) for one in order)
    body = cpp(
        """
        const int dx[] = {@dx}, dy[] = {@dy};
        int height = map.size() / width;
        std::vector<uint8_t> out;
        for (int y = 0; y < height; ++y)
          for (int x = 0; x < width; ++x) {
            int mask = 0;
            for (int i = 0; i < 4; ++i) {
              int u = x + dx[i], v = y + dy[i];
              bool inside = u >= 0 && u < width && v >= 0 && v < height;
              if (@test) mask |= 1 << i;
            }
            out.push_back(map[y * width + x] == terrain ? mask : 255);
          }
        return out;
        """,
        dx=dx,
        dy=dy,
        test="!inside || map[v * width + u] == terrain" if outside else "inside && map[v * width + u] == terrain",
    )

    def oracle(cells: list[int], width: int, terrain: int) -> list[int]:
        where = {(x, y): cell for y, row in enumerate(_rows(cells, width)) for x, cell in enumerate(row)}
        out = []
        for (x, y), cell in where.items():
            bits = [
                where.get((x + step[one][0], y + step[one][1]), terrain if outside else -1) == terrain for one in order
            ]
            out.append(sum(2**i for i, bit in enumerate(bits) if bit) if cell == terrain else 255)
        return out

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 6)
        return [_cells(r, width * r.randrange(1, 5), 3), width, r.choice((0, 0, 1, 2))]

    bits = ", ".join(f"{1 << i} {one}" for i, one in enumerate(order))
    beyond = "Cells beyond the map count as that terrain" if outside else "Beyond the map there is no such terrain"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, int width, uint8_t terrain)",
        body,
        oracle,
        given,
        (
            f"Autotile masks: for each cell of `terrain` add up which of its four neighbours are too ({bits}); other cells get 255. {beyond}.",
            f"Write a function for automatic borders. For every cell of the map (rows of `width` bytes) that equals `terrain` compute which neighbours equal it as well: {bits}, added. All other cells give 255. {beyond}. Return one byte a cell in the same order.",
            f"How do I pick the right edge tile for grass or water? A 4-bit mask a cell: {bits}, set if the neighbour is `terrain`. {beyond}. 255 where the cell is something else.",
            f"mask = sum of {bits} for neighbours == terrain; cell != terrain -> 255. {beyond}",
            f"My tool paints a coast around a lake, depending on where the lake goes on ({bits}). Give me that number for all cells with value `terrain`, 255 for the rest. {beyond}.",
        ),
    )


def trim_map(rng: random.Random) -> Made:
    what = rng.choice(("columns", "rows", "box"))
    blank = rng.choice((0, 0, 0xFF, 0x25))
    if what == "columns":
        signature = f"int @f({BYTES} map, int width)"
        body = f"int used = 0;\nfor (size_t i = 0; i < map.size(); ++i)\n  if (map[i] != {blank}) used = std::max<int>(used, i % width + 1);\nreturn used;"
        wanted = "the number of columns up to the last one that is not completely empty (0 if all are)"
    elif what == "rows":
        signature = f"int @f({BYTES} map, int width)"
        body = f"int empty = 0;\nfor (size_t i = 0; i < map.size() && map[i] == {blank}; ++i)\n  if (i % width == static_cast<size_t>(width) - 1) ++empty;\nreturn empty;"
        wanted = "how many rows at the top are completely empty"
    else:
        signature = f"std::array<int, 4> @f({BYTES} map, int width)"
        body = f"int left = width, top = -1, right = -1, bottom = -1;\nfor (size_t i = 0; i < map.size(); ++i) {{\n  if (map[i] == {blank}) continue;\n  int x = i % width, y = i / width;\n  left = std::min(left, x);\n  right = std::max(right, x);\n  if (top < 0) top = y;\n  bottom = y;\n}}\nif (top < 0) return {{0, 0, 0, 0}};\nreturn {{left, top, right - left + 1, bottom - top + 1}};"
        wanted = "{x, y, width, height} of the smallest rectangle that holds all cells which are not empty, {0, 0, 0, 0} if there are none"

    def oracle(cells: list[int], width: int) -> object:
        rows = _rows(cells, width)
        columns = list(zip(*rows, strict=True))
        full = [any(cell != blank for cell in column) for column in columns]
        lines = [any(cell != blank for cell in row) for row in rows]
        if what == "columns":
            return len(full) - [*full[::-1], True].index(True)
        if what == "rows":
            return [*lines, True].index(True)
        if not any(lines):
            return [0, 0, 0, 0]
        x, y = full.index(True), lines.index(True)
        return [x, y, len(full) - full[::-1].index(True) - x, len(lines) - lines[::-1].index(True) - y]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 7), r.randrange(1, 6)
        cells = [blank] * (width * height)
        for _ in range(r.choice((0, 1, 2, 3))):
            cells[r.randrange(len(cells))] = r.choice((1, blank ^ 0x80))
        return [cells, width]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Map with whole rows of `width` bytes, empty cell = {blank}: return {wanted}.",
            f"Write a function that finds unused space of a level. Cells are bytes, stored row by row, `width` a row; {blank} is an empty cell, everything else is used. Return {wanted}.",
            f"How do I crop a map before I save it? {blank} is air. I need {wanted}.",
            f"{wanted}; empty = {blank}, index = y * width + x",
            f"Many of my levels are larger than what is in them. Block {blank} means nothing there; tell me {wanted}. There are only complete rows.",
        ),
    )


def changed_rectangle(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Rect", "Area", "Dirty")), (("int", "x"), ("int", "y"), ("int", "width"), ("int", "height"))
    )
    words = rng.random() < 0.5
    none = rng.random() < 0.5
    returns = f"std::optional<{struct.name}>" if none else struct.name
    body = cpp(
        """
        int left = width, top = -1, right = -1, bottom = -1;
        for (size_t i = 0; i < before.size(); ++i) {
          if (before[i] == after[i]) continue;
          int x = i % width, y = i / width;
          left = std::min(left, x);
          right = std::max(right, x);
          if (top < 0) top = y;
          bottom = y;
        }
        if (top < 0) return @none;
        return @good{left, top, right - left + 1, bottom - top + 1};
        """,
        none="std::nullopt" if none else f"{struct.name}{{0, 0, 0, 0}}",
        good=struct.name,
    )

    def oracle(before: list[int], after: list[int], width: int) -> Record | None:
        spots = [divmod(i, width) for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        names = [name for _, name in struct.fields]
        if not spots:
            return None if none else Record(names, [0, 0, 0, 0])
        ys, xs = sorted(y for y, _ in spots), sorted(x for _, x in spots)
        return Record(names, [xs[0], ys[0], 1 + xs[-1] - xs[0], 1 + ys[-1] - ys[0]])

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 7)
        a = [r.randrange(256) for _ in range(width * r.randrange(1, 6))]
        b = list(a)
        for _ in range(r.choice((0, 1, 2, 3))):
            b[r.randrange(len(b))] ^= 0x10
        return [a, b, width]

    bad = "nothing (std::nullopt)" if none else "all zeros"
    kind = WORDS if words else BYTES
    return Made(
        f"{returns} @f({kind} before, {kind} after, int width)",
        body,
        oracle,
        given,
        (
            f"Bounding rectangle of all cells that differ between two maps of the same size (`width` cells a row); {bad} if they are equal.",
            f"Write a function that tells which part of a map must be drawn again. `before` and `after` have the same number of {'words' if words else 'bytes'} in rows of `width`. Return the smallest rectangle with all differing cells, as x and y of its first cell, and its width and height in cells. Where nothing differs return {bad}.",
            f"How do I compute the dirty rectangle after an edit? Two versions of the map, equal in size; x, y, width, height of what changed; no change: {bad}.",
            f"min/max of x = i % width, y = i / width over before[i] != after[i]; equal maps: {bad}",
            f"For the redo list I only store the rectangle that an operation touched: find it from the map before and after (rows of `width`). If nothing happened: {bad}.",
        ),
        (struct,),
    )


def find_pattern(rng: random.Random) -> Made:
    what = rng.choice(("first", "count"))
    wild = rng.random() < 0.5
    body = cpp(
        """
        int height = map.size() / width, tall = pattern.size() / patternWidth;
        @head
        for (int y = 0; y + tall <= height; ++y)
          for (int x = 0; x + patternWidth <= width; ++x) {
            bool same = true;
            for (int j = 0; j < tall; ++j)
              for (int i = 0; i < patternWidth; ++i) {
                int wanted = pattern[j * patternWidth + i];
                if (@wild) same = false;
              }
            if (same) @act
          }
        return @end;
        """,
        head="int found = 0;" if what == "count" else "",
        wild=f"{'wanted != 0xFF && ' if wild else ''}wanted != map[(y + j) * width + x + i]",
        act="return y * width + x;" if what == "first" else "++found;",
        end="found" if what == "count" else "-1",
    ).replace("\n\n", "\n")

    def oracle(cells: list[int], width: int, pattern: list[int], wide: int) -> int:
        rows, parts = _rows(cells, width), _rows(pattern, wide)
        found = []
        for y in range(len(rows) - len(parts) + 1):
            for x in range(width - wide + 1):
                window = [row[x : x + wide] for row in rows[y : y + len(parts)]]
                pairs = [(a, b) for one, two in zip(window, parts, strict=True) for a, b in zip(one, two, strict=True)]
                if all(a == b or (wild and b == 255) for a, b in pairs):
                    found.append(y * width + x)
        return len(found) if what == "count" else (*found, -1)[0]

    def given(r: random.Random) -> list[object]:
        width, wide, tall = r.randrange(2, 7), r.randrange(1, 3), r.randrange(1, 3)
        cells = _cells(r, width * r.randrange(2, 6), 2)
        pattern = [r.choice((0, 1, 0xFF if wild else 0)) for _ in range(wide * tall)]
        return [cells, width, pattern, wide]

    wanted = (
        "the index (y * width + x) of the first place where it occurs in reading order, -1 if nowhere"
        if what == "first"
        else "at how many places it occurs (they may overlap)"
    )
    joker = " A pattern byte 0xFF fits any cell." if wild else ""
    return Made(
        f"int @f({BYTES} map, int width, {BYTES} pattern, int patternWidth)",
        body,
        oracle,
        given,
        (
            f"Search a small block pattern in a map (both row-major, whole rows): {wanted}.{joker}",
            f"Write a function that searches a rectangular arrangement of blocks. `map` has rows of `width` bytes, `pattern` rows of `patternWidth` bytes. Return {wanted}. The pattern must lie completely inside the map.{joker}",
            f"How do I find e.g. all doors (2x2 blocks) in a level? I have the map, the blocks of the pattern and both widths, and want {wanted}.{joker}",
            f"(x, y) with map[y + j][x + i] == pattern[j][i] for all i, j{' (0xFF: any)' if wild else ''} -> {wanted}",
            f"Search tool of a map editor: the user marks some blocks, and I look for the same arrangement in another map; result: {wanted}. No wrapping at the borders.{joker}",
        ),
    )


def apply_stripes(rng: random.Random) -> Made:
    fill = rng.random() < 0.6
    size = 64
    body = cpp(
        """
        size_t at = 0;
        int stripes = 0;
        while ((data[at] & 0x80) == 0) {
          int place = data[at] << 8 | data[at + 1];
          int step = data[at + 2] & 0x80 ? 32 : 1;
          int count = ((data[at + 2] & 0x3F) << 8 | data[at + 3]) + 1;
          @fill
          at += 4;
          for (int i = 0; i + 1 < count; i += 2) {
            vram[place] = data[at] | data[at + 1] << 8;
            place += step;
            @more
          }
          @end
          ++stripes;
        }
        return stripes;
        """,
        fill="bool same = data[at + 2] & 0x40;" if fill else "",
        more="if (!same) at += 2;" if fill else "at += 2;",
        end="if (same) at += 2;" if fill else "",
    )
    while "\n  \n" in body:
        body = body.replace("\n  \n", "\n")

    def oracle(vram: list[int], data: list[int]) -> int:
        rest, stripes = list(data), 0
        while rest[0] < 128:
            place = int.from_bytes(bytes(rest[:2]), "big")
            digits = f"{rest[2]:08b}"
            count = (int(digits[2:] + f"{rest[3]:08b}", 2) + 1) // 2
            step = 32 if digits[0] == "1" else 1
            used = 1 if digits[1] == "1" and fill else count
            words = [rest[4 + 2 * i] + 256 * rest[5 + 2 * i] for i in range(used)]
            for i in range(count):
                vram[place + i * step] = words[i % used] if used else 0
            rest = rest[4 + 2 * used :]
            stripes += 1
        return stripes

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(0, 4)):
            down = r.random() < 0.4
            count = r.randrange(1, 3) if down else r.randrange(1, 6)
            place = r.randrange(0, 32) if down else r.randrange(size - count)
            same = fill and r.random() < 0.5
            length = 2 * count - 1
            out += place.to_bytes(2, "big") + bytes([(0x80 if down else 0) | (0x40 if same else 0), length])
            out += r.randbytes(2 if same else 2 * count)
        return [[r.getrandbits(16) for _ in range(size)], out + bytes([r.choice((0xFF, 0x80))])]

    rle = " bit 14: the same word is stored once and written for the whole length;" if fill else ""
    return Made(
        f"int @f({WORD_BUFFER} vram, {BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Run a stripe image on `vram` (words) and return the number of stripes. Header, big-endian: word address, then length - 1 in bits 0-13 (bytes, always a whole number of words);{rle} bit 15: go down (address + 32) instead of right (+ 1). Data words low byte first. A first byte with bit 7 ends.",
            f"Write a function that copies stripes of a tilemap to VRAM, given as a vector of words. Each stripe starts with four bytes: the VRAM word address, high byte first (its bit 15 is 0), and a big-endian word whose bits 0-13 are the length of the data in bytes minus 1 (the length is even);{rle} if bit 15 is set, each word goes 32 words behind the one before, otherwise 1. The tile words follow, low byte first. A byte from 0x80 on in place of a stripe ends the image. Return how many stripes there were; all addresses exist.",
            f"How do I preview stripe images (the upload format of several Nintendo games)? Four header bytes: address high, address low, flags/length high, length low (length minus 1, bytes).{' Flag bit 6: RLE, one word for all.' if fill else ''} Flag bit 7: vertical, step 32 words. Then little-endian words. End: a byte with bit 7 set where the address would be. Result: count of stripes.",
            f"stripe = AAAA (BE), DR + LLLLLLLLLLLLLL (BE, bytes - 1), words LE; D: step 32, {'R: one word repeated' if fill else 'R unused'}; $80-$FF ends; returns the number of stripes",
            f"The status bar of my game is drawn by a list of stripes. Simulate it on a VRAM image of words: destination (word address, big-endian), then big-endian direction/length, where bit 15 means vertical (+32){', bit 14 fill with a single word' if fill else ''} and the other 14 bits are the byte count - 1; then little-endian tile words. It ends with a byte >= 0x80. Tell me the number of stripes.",
        ),
    )


def make_stripes(rng: random.Random) -> Made:
    limit = rng.choice((0, 0, 8))
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t at = 0;
        while (at < after.size()) {
          if (before[at] == after[at]) {
            ++at;
            continue;
          }
          size_t end = at;
          while (end < after.size() && before[end] != after[end]@limit) ++end;
          int place = base + at, length = (end - at) * 2 - 1;
          out.insert(out.end(), {uint8_t(place >> 8), uint8_t(place), uint8_t(length >> 8), uint8_t(length)});
          for (; at < end; ++at) {
            out.push_back(after[at] & 0xFF);
            out.push_back(after[at] >> 8);
          }
        }
        out.push_back(0xFF);
        return out;
        """,
        limit=f" && end - at < {limit}" if limit else "",
    )

    def oracle(before: list[int], after: list[int], base: int) -> list[int]:
        groups: list[list[int]] = []
        for i, (a, b) in enumerate(zip(before, after, strict=True)):
            if a != b:
                if groups and groups[-1][-1] == i - 1 and len(groups[-1]) != limit:
                    groups[-1].append(i)
                else:
                    groups.append([i])
        out = b""
        for group in groups:
            out += (base + group[0]).to_bytes(2, "big") + (2 * len(group) - 1).to_bytes(2, "big")
            out += b"".join(after[i].to_bytes(2, "little") for i in group)
        return [*out, 255]

    def given(r: random.Random) -> list[object]:
        a = [r.getrandbits(16) for _ in range(r.randrange(0, 24))]
        b = list(a)
        for _ in range(r.randrange(0, 4) if a else 0):
            at = r.randrange(len(b))
            for i in range(at, min(at + r.randrange(1, 12), len(b))):
                b[i] ^= r.choice((1, 0x100, 0x4001))
        return [a, b, r.choice((0, 0x5000, 0x2000, r.randrange(0x7000)))]

    most = f", at most {limit} words each (a longer run goes on in a new stripe)" if limit else ""
    return Made(
        f"std::vector<uint8_t> @f({WORDS} before, {WORDS} after, int base)",
        body,
        oracle,
        given,
        (
            f"Diff two equally long BG maps into a stripe image: one stripe for each run of changed words{most}: address base + index (BE), byte count - 1 (BE), the new words (LE); 0xFF at the end.",
            f"Write a function that makes a VRAM update list from the old and the new words of a map (same size). Each maximal run of neighbouring words that differ gives a stripe{most}: the word address base + index, high byte first; the number of data bytes minus 1 in two bytes, high byte first; then the new words, low byte first. A byte 0xFF ends the list.",
            f"How do I upload only changed map words? As stripes: AAAA LLLL data, with A = base + index and L = 2 * words - 1, both big-endian, data little-endian{most}. Equal words are never sent. Terminator FF.",
            f"runs of before[i] != after[i] -> BE16(base + i), BE16(2n - 1), n words LE{most}; then $FF",
            f"During NMI my game processes a stripe list (destination and length - 1 as big-endian words, tile words as usual). My tool generates it from two states of the screen at VRAM word `base`; each run of differences is one stripe{most}. End mark 0xFF, also if nothing changed.",
        ),
    )


def quarter_turn(rng: random.Random) -> Made:
    clockwise = rng.random() < 0.5
    body = cpp(
        """
        int height = map.size() / width;
        std::vector<uint8_t> out;
        @loops
        return out;
        """,
        loops="for (int x = 0; x < width; ++x)\n  for (int y = height - 1; y >= 0; --y) out.push_back(map[y * width + x]);"
        if clockwise
        else "for (int x = width - 1; x >= 0; --x)\n  for (int y = 0; y < height; ++y) out.push_back(map[y * width + x]);",
    )
    table = rng.random() < 0.4
    if table:
        body = body.replace("map[y * width + x])", "turned[map[y * width + x]])")

    def oracle(cells: list[int], width: int, turned: list[int] | None = None) -> list[int]:
        rows = _rows(cells, width)
        lines = zip(*rows[::-1], strict=True) if clockwise else list(zip(*rows, strict=True))[::-1]
        return [turned[cell] if turned else cell for line in lines for cell in line]

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 5)
        cells = [r.randrange(8) for _ in range(width * r.randrange(1, 5))]
        return [cells, width, *([r.sample(range(8), 8)] if table else [])]

    way = "clockwise" if clockwise else "counterclockwise"
    each = " Each block is replaced by turned[block], its turned form." if table else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, int width{', ' + BYTES + ' turned' if table else ''})",
        body,
        oracle,
        given,
        (
            f"Rotate a map (rows of `width` bytes) by 90 degrees {way}.{each}",
            f"Write a function that turns a rectangular map by a quarter {way}. It is stored row by row with `width` cells a row; the result, also row by row, has as many columns as the map had rows.{each}",
            f"How do I rotate a selection of blocks {way}? Input: whole rows of `width`; output: the rows of the turned rectangle ({'its first row is the old left column, read upwards' if clockwise else 'its first row is the old right column, read downwards'}).{each}",
            f"rot90 {way}, {'out[x][h - 1 - y]' if clockwise else 'out[w - 1 - x][y]'} = {'turned[map[y][x]]' if table else 'map[y][x]'}",
            f"My room generator makes four rooms out of one by turning it. One step: {way}, a quarter.{each} Not necessarily square; `width` is the old row length.",
        ),
    )


def fill_with_pattern(rng: random.Random) -> Made:
    words = rng.random() < 0.5
    local = rng.random() < 0.5
    kind, buffer, const = ("uint16_t", WORD_BUFFER, WORDS) if words else ("uint8_t", BUFFER, BYTES)
    i, j = ("i", "j") if local else ("(x + i)", "(y + j)")
    body = cpp(
        """
        int rows = map.size() / mapWidth, tall = pattern.size() / patternWidth;
        for (int j = 0; j < height && y + j < rows; ++j)
          for (int i = 0; i < width && x + i < mapWidth; ++i)
            map[(y + j) * mapWidth + x + i] = pattern[@j % tall * patternWidth + @i % patternWidth];
        """,
        i=i,
        j=j,
    )

    def oracle(
        cells: list[int], wide: int, pattern: list[int], pw: int, x: int, y: int, width: int, height: int
    ) -> None:
        parts = _rows(pattern, pw)
        for n in range(len(cells)):
            row, column = divmod(n, wide)
            if x <= column < x + width and y <= row < y + height:
                u, v = (column - x, row - y) if local else (column, row)
                cells[n] = parts[v % len(parts)][u % pw]

    def given(r: random.Random) -> list[object]:
        wide, pw = r.randrange(2, 7), r.randrange(1, 4)
        top = 0x10000 if words else 0x100
        return [
            [r.randrange(top) for _ in range(wide * r.randrange(2, 6))],
            wide,
            [r.randrange(top) for _ in range(pw * r.randrange(1, 3))],
            pw,
            r.randrange(wide),
            r.randrange(2),
            r.randrange(0, 6),
            r.randrange(0, 6),
        ]

    start = (
        "it starts at the rectangle's corner"
        if local
        else "it is aligned to the map's corner, so that neighbouring fills fit together"
    )
    return Made(
        f"void @f({buffer} map, int mapWidth, {const} pattern, int patternWidth, int x, int y, int width, int height)",
        body,
        oracle,
        given,
        (
            f"Fill a rectangle of a map with a repeated pattern; {start}. What lies outside of the map to the right or below is skipped.",
            f"Write a function that fills the rectangle (x, y, width, height) of a map with a small pattern, repeated in both directions; {start}. Map and pattern consist of whole rows of `mapWidth` and `patternWidth` {kind} cells. x and y lie in the map; parts of the rectangle that stick out are ignored.",
            f"How do I paint wallpaper in a map editor? Pattern cells repeat every patternWidth columns and every (size / patternWidth) rows; {start}. Clip at the right and bottom edge.",
            f"map[Y][X] = pattern[{'Y - y' if local else 'Y'} mod ph][{'X - x' if local else 'X'} mod pw] for x <= X < x + width, y <= Y < y + height inside the map",
            f"Brick walls are 2x2 blocks repeated. My fill tool gets the target rectangle and any pattern; {start}. The rectangle may reach beyond the right or lower border, where nothing is drawn.",
        ),
    )


def nearest_block(rng: random.Random) -> Made:
    metric = rng.choice(("steps", "king"))
    give = rng.choice(("index", "distance"))
    distance = (
        "std::abs(i % width - x) + std::abs(i / width - y)"
        if metric == "steps"
        else "std::max(std::abs(i % width - x), std::abs(i / width - y))"
    )
    body = cpp(
        """
        int best = -1, least = 1 << 30;
        for (int i = 0; i < static_cast<int>(map.size()); ++i) {
          int distance = @distance;
          if (map[i] == block && distance < least) {
            least = distance;
            best = i;
          }
        }
        return @result;
        """,
        distance=distance,
        result="best" if give == "index" else "best < 0 ? -1 : least",
    )

    def oracle(cells: list[int], width: int, x: int, y: int, block: int) -> int:
        rows = _rows(cells, width)
        spots = []
        for v, row in enumerate(rows):
            for u, cell in enumerate(row):
                if cell == block:
                    a, b = sorted((abs(u - x), abs(v - y)))
                    spots.append((a + b if metric == "steps" else b, v * width + u))
        if not spots:
            return -1
        return min(spots)[1 if give == "index" else 0]

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 7)
        height = r.randrange(1, 6)
        return [_cells(r, width * height, 5), width, r.randrange(width), r.randrange(height), r.choice((0, 1, 2, 3))]

    said = (
        "the horizontal plus the vertical distance"
        if metric == "steps"
        else "the larger one of the horizontal and the vertical distance"
    )
    wanted = "its index (y * width + x; the lowest of equally near ones)" if give == "index" else "its distance"
    return Made(
        f"int @f({BYTES} map, int width, int x, int y, uint8_t block)",
        body,
        oracle,
        given,
        (
            f"Nearest cell of value `block` around (x, y): {wanted}, -1 if the map has none. Distance: {said}.",
            f"Write a function that searches the map (rows of `width` bytes) for the cell equal to `block` which is closest to cell (x, y), that cell included. Distance means {said}. Return {wanted}, or -1 if no cell matches.",
            f"How do I find the closest ladder, door or exit? Blocks are bytes row by row, the actor stands at cell (x, y); {said} counts. Result: {wanted}; none at all: -1.",
            f"argmin over map[i] == block of {'|dx| + |dy|' if metric == 'steps' else 'max(|dx|, |dy|)'} -> {wanted}; else -1",
            f"The editor's 'jump to next such block' takes the nearest one ({said}) and needs {wanted}. -1: there is none.",
        ),
    )


def overview_bits(rng: random.Random) -> Made:
    side = rng.choice((2, 4))
    what = rng.choice(("any", "most"))
    need = 1 if what == "any" else side * side // 2
    body = cpp(
        """
        std::vector<uint8_t> out;
        int height = map.size() / width;
        for (int y = 0; y + @n <= height; y += @n)
          for (int x = 0; x + @n <= width; x += @n) {
            int solid = 0;
            for (int j = 0; j < @n; ++j)
              for (int i = 0; i < @n; ++i)
                if (map[(y + j) * width + x + i] >= limit) ++solid;
            out.push_back(solid >= @need);
          }
        return out;
        """,
        n=side,
        need=need,
    )

    def oracle(cells: list[int], width: int, limit: int) -> list[int]:
        rows = _rows(cells, width)
        out = []
        for y in range(len(rows) // side):
            for x in range(width // side):
                block = [cell for row in rows[side * y : side * y + side] for cell in row[side * x : side * x + side]]
                solid = [cell for cell in block if cell >= limit]
                out.append(int(len(solid) * 2 >= len(block)) if what == "most" else int(bool(solid)))
        return out

    def given(r: random.Random) -> list[object]:
        width = side * r.randrange(1, 4) + r.randrange(2)
        return [
            [
                r.choice((0, 0x40, 0x80, r.randrange(256)))
                for _ in range(width * (side * r.randrange(1, 4) + r.randrange(2)))
            ],
            width,
            r.choice((0x40, 0x80, 0xC0)),
        ]

    wanted = "at least one of its cells is" if what == "any" else "at least half of its cells are"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, int width, int limit)",
        body,
        oracle,
        given,
        (
            f"Minimap: shrink a level by {side} both ways; a dot is 1 if {wanted} solid (block >= limit), else 0. Incomplete edges are dropped.",
            f"Write a function that makes a small overview of a level (rows of `width` bytes). Each square of {side}x{side} cells becomes one byte: 1 if {wanted} solid, that is at least `limit`, otherwise 0. Squares that would stick out on the right or at the bottom are left out. Row by row.",
            f"How do I draw a minimap at 1/{side} size? Solid blocks are those >= `limit`; the dot is set if {wanted} solid. Width and height round down.",
            f"out[Y][X] = #(map >= limit in the {side}x{side} square) >= {need}",
            f"The pause screen shows the level coarsely, {side} by {side} blocks a dot, lit where {wanted} solid (number `limit` or above). Partial squares at the borders do not appear.",
        ),
    )


RECIPES = (
    scroll_column,
    view_with_wrap,
    flatten_screens,
    mirrored_copy,
    neighbour_masks,
    trim_map,
    changed_rectangle,
    find_pattern,
    apply_stripes,
    make_stripes,
    quarter_turn,
    fill_with_pattern,
    nearest_block,
    overview_bits,
)
