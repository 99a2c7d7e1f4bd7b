"""Editing maps: undo records, strokes, selections and their rectangles, clipboards, grids that are resized."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _box(r: random.Random, span: int = 8) -> list[int]:
    return [r.randrange(-2, span), r.randrange(-2, span), r.choice((0, 1, 2, 3, 5)), r.choice((0, 1, 2, 4, 5))]


def _cells(x: int, y: int, w: int, h: int) -> set[tuple[int, int]]:
    return {(x + i, y + k) for i in range(w) for k in range(h)}


def revert_edits(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Edit", "Change")), (("u16", "index"), ("u16", "before"), ("u16", "after")))
    name = struct.name
    way = rng.choice(("undo", "redo"))
    strict = rng.random() < 0.5
    expected, new = ("after", "before") if way == "undo" else ("before", "after")
    loop = (
        "for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)"
        if way == "undo"
        else "for (auto edit = edits.begin(); edit != edits.end(); ++edit)"
    )
    check = (
        f"if (edit->index >= map.size() || map[edit->index] != edit->{expected}) return false;"
        if strict
        else "if (edit->index >= map.size()) continue;"
    )
    body = f"{loop} {{\n  {check}\n  map[edit->index] = edit->{new};\n}}"
    if strict:
        body += "\nreturn true;"

    def oracle(cells: list[int], edits: list[Record]) -> object:
        for one in edits[::-1] if way == "undo" else edits:
            part = vars(one)
            i = part["index"]
            if strict and cells[i : i + 1] != [part[expected]]:
                return False
            if i in range(len(cells)):
                cells[i] = part[new]
        return True if strict else None

    def given(r: random.Random) -> list[object]:
        cells = [r.randrange(4) for _ in range(r.randrange(1, 5))]
        state, edits = list(cells), []
        for _ in range(r.randrange(5)):
            i, value = r.randrange(len(cells)), r.randrange(6)
            edits.append(Record(("index", "before", "after"), (i, state[i], value)))
            state[i] = value
        if r.random() < 0.35:
            edits.insert(r.randrange(len(edits) + 1), Record(("index", "before", "after"), (r.randrange(6), 1, 2)))
        return [state if way == "undo" else cells, edits]

    goal = (
        "take back a list of edits: from the last to the first, cell `index` gets `before`"
        if way == "undo"
        else "do a list of edits again: from the first to the last, cell `index` gets `after`"
    )
    rule = (
        f"stop and return false at the first edit whose cell doesn't hold `{expected}` or isn't on the map (those done until then stay done); return true if all were done"
        if strict
        else "an edit beyond the map is skipped"
    )
    return Made(
        f"{'bool' if strict else 'void'} @f({WORD_BUFFER} map, const std::vector<{name}>& edits)",
        body,
        oracle,
        given,
        (
            f"{way.capitalize()} for my map editor, in place: {goal}; {rule}.",
            f"{way}(map, edits): {goal}; {rule}",
            f"Write a function for the {way} of a map editor. An edit says which cell of the map was changed and the word there before and after. It should {goal}; {rule}. A cell may occur in several edits.",
            f"All changes of one mouse stroke are recorded in the order in which they were made (cell, old word, new word). I want to {goal}; {rule}.",
        ),
        (struct,),
    )


def join_edits(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Edit", "Change")), (("u16", "index"), ("u16", "before"), ("u16", "after")))
    name = struct.name
    drop = rng.random() < 0.6
    body = cpp(
        """
        std::vector<@name> joined;
        for (const @name& edit : edits) {
          auto same = [&](const @name& one) { return one.index == edit.index; };
          const auto found = std::find_if(joined.begin(), joined.end(), same);
          if (found == joined.end()) joined.push_back(edit);
          else found->after = edit.after;
        }
        @drop
        return joined;
        """,
        name=name,
        drop=f"joined.erase(std::remove_if(joined.begin(), joined.end(), [](const {name}& one) {{ return one.before == one.after; }}), joined.end());"
        if drop
        else "",
    ).replace("\n\n", "\n")

    def oracle(edits: list[Record]) -> list[Record]:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for one in edits:
            part = vars(one)
            first.setdefault(part["index"], part["before"])
            last[part["index"]] = part["after"]
        return [
            Record(("index", "before", "after"), (i, first[i], last[i]))
            for i in first
            if not drop or first[i] != last[i]
        ]

    def given(r: random.Random) -> list[object]:
        state: dict[int, int] = {}
        edits = []
        for _ in range(r.randrange(8)):
            i, new = r.randrange(3), r.randrange(3)
            edits.append(Record(("index", "before", "after"), (i, state.get(i, 0), new)))
            state[i] = new
        return [edits]

    also = " Cells that end as they began are left out." if drop else " Cells that end as they began are kept as well."
    return Made(
        f"std::vector<{name}> @f(const std::vector<{name}>& edits)",
        body,
        oracle,
        given,
        (
            f"Merge the edits of a brush stroke so that each cell occurs once: its first `before` and its last `after`, in the order in which the cells first occur.{also}",
            f"coalesce undo records by index (first before, last after, order of first occurrence).{also}",
            f"Write a function that shortens an undo record. While the mouse is held down, a cell may be changed several times, and each change is recorded with the cell's index and its value before and after. Return one record a cell: `before` of its first change and `after` of its last, sorted by where the cell first occurs in the list.{also}",
            f"Scribbling over the same tiles makes my undo list huge. Please join all records of the same cell to one, from the oldest value to the newest; keep the order of first appearance.{also}",
        ),
        (struct,),
    )


def cells_of_stroke(rng: random.Random) -> Made:
    width, height = rng.choice(((8, 8), (16, 8), (8, 4)))
    brush = rng.choice((1, 2, 3))
    centre = brush == 3
    off = 1 if centre else 0
    body = cpp(
        """
        std::vector<int> cells;
        for (size_t i = 0; i + 1 < points.size(); i += 2)
          for (int y = points[i + 1] - @off; y < points[i + 1] - @off + @size; ++y)
            for (int x = points[i] - @off; x < points[i] - @off + @size; ++x) {
              const int cell = y * @width + x;
              if (x < 0 || x >= @width || y < 0 || y >= @height) continue;
              if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
            }
        return cells;
        """,
        off=off,
        size=brush,
        width=width,
        height=height,
    ).replace(" - 0", "")

    def oracle(points: list[int]) -> list[int]:
        out: dict[int, None] = {}
        for x, y in zip(points[::2], points[1::2], strict=False):
            for place in range(brush * brush):
                u, v = x - off + place % brush, y - off + place // brush
                if u in range(width) and v in range(height):
                    out[v * width + u] = None
        return list(out)

    def given(r: random.Random) -> list[object]:
        x, y, out = r.randrange(width), r.randrange(height), []
        for _ in range(r.randrange(5)):
            out += [x, y]
            x, y = min(width, max(-1, x + r.randrange(-1, 2))), min(height, max(-1, y + r.randrange(-1, 2)))
        return [out + r.choice(([], [3]))]

    shape = {
        1: "one cell",
        2: "2x2 cells, of which the point is the upper left one",
        3: "3x3 cells around the point",
    }[brush]
    return Made(
        "std::vector<int> @f(const std::vector<int>& points)",
        body,
        oracle,
        given,
        (
            f"Brush stroke on a {width}x{height} map: points x, y, x, y...; the brush covers {shape}. Return the covered cells (y * {width} + x), each once, in the order in which they are first hit (a brush row by row); ignore what's off the map.",
            f"stroke points -> distinct cell indices, brush {shape}, {width} columns, {height} rows, clipped, first-hit order, brush cells in reading order",
            f"Write a function that lists the cells which a brush stroke paints. `points` holds x and y of each position of the mouse in cells (a single number left at the end is ignored); positions may be off the map. At every position the brush covers {shape}, taken from left to right and top to bottom. Return the indices of the covered cells of the map ({width} columns, {height} rows) in the order of their first covering, without repetitions.",
            f"While the user draws, each map cell should be changed just once. Given the mouse's cells as a flat list x, y and a brush of {shape}, I need the indices (row * {width} + column) that get painted, each once, in the order of painting (a brush goes row by row). The map is {width} by {height}; the rest is cut, an odd number at the end too.",
        ),
    )


def rectangle_operation(rng: random.Random) -> Made:
    wanted = rng.choice(("minus", "overlap", "union", "inside"))
    body = {
        "minus": "const int left = std::max(a[0], b[0]), top = std::max(a[1], b[1]);\nconst int right = std::min(a[0] + a[2], b[0] + b[2]), bottom = std::min(a[1] + a[3], b[1] + b[3]);\nconst int common = right > left && bottom > top ? (right - left) * (bottom - top) : 0;\nreturn a[2] * a[3] - common;",
        "overlap": "const int left = std::max(a[0], b[0]), top = std::max(a[1], b[1]);\nconst int right = std::min(a[0] + a[2], b[0] + b[2]), bottom = std::min(a[1] + a[3], b[1] + b[3]);\nreturn right > left && bottom > top ? (right - left) * (bottom - top) : 0;",
        "union": "const int left = std::max(a[0], b[0]), top = std::max(a[1], b[1]);\nconst int right = std::min(a[0] + a[2], b[0] + b[2]), bottom = std::min(a[1] + a[3], b[1] + b[3]);\nconst int common = right > left && bottom > top ? (right - left) * (bottom - top) : 0;\nreturn a[2] * a[3] + b[2] * b[3] - common;",
        "inside": "return a[0] >= b[0] && a[1] >= b[1] && a[0] + a[2] <= b[0] + b[2] && a[1] + a[3] <= b[1] + b[3] ? a[2] * a[3] : -1;",
    }[wanted]

    def oracle(a: list[int], b: list[int]) -> int:
        one, two = _cells(a[0], a[1], a[2], a[3]), _cells(b[0], b[1], b[2], b[3])
        if wanted == "inside":
            return len(one) if one <= two else -1
        return len({"minus": one - two, "overlap": one & two, "union": one | two}[wanted])

    def given(r: random.Random) -> list[object]:
        def box() -> list[int]:
            return [r.randrange(-2, 5), r.randrange(-2, 5), r.randrange(1, 6), r.randrange(1, 6)]

        a, b = box(), box()
        if wanted == "inside" and r.random() < 0.5:
            a = [b[0] + r.randrange(2), b[1] + r.randrange(2), max(1, b[2] - 1), max(1, b[3] - r.randrange(3))]
        return [a, b]

    goal = {
        "minus": "how many cells of selection `a` are not in selection `b`",
        "overlap": "how many cells both selections share",
        "union": "how many cells are in at least one of the two selections",
        "inside": "how many cells selection `a` has if it lies wholly within `b`, else -1",
    }[wanted]
    return Made(
        "int @f(const std::array<int, 4>& a, const std::array<int, 4>& b)",
        body,
        oracle,
        given,
        (
            f"Two rectangles {{x, y, w, h}} in cells: {goal}?",
            f"rects a, b = {{x, y, w, h}} (w, h >= 1) -> {goal}",
            f"Write a function that returns {goal}. A selection is a rectangle of x, y, width and height in cells; width and height are at least 1, and it covers the columns from x to x + width - 1 and the rows from y to y + height - 1.",
            f"The status bar of my map editor tells {goal}. Both are given as x, y, columns and rows (1 or more each), positions may be negative.",
        ),
    )


def subtract_rectangle(rng: random.Random) -> Made:
    rows_first = rng.random() < 0.6
    if rows_first:
        parts = "add(x, y, w, top - y);\nadd(x, top, left - x, bottom - top);\nadd(right, top, x + w - right, bottom - top);\nadd(x, bottom, w, y + h - bottom);"
    else:
        parts = "add(x, y, left - x, h);\nadd(left, y, right - left, top - y);\nadd(left, bottom, right - left, y + h - bottom);\nadd(right, y, x + w - right, h);"
    body = cpp(
        """
        const auto [x, y, w, h] = a;
        const int left = std::max(x, b[0]), top = std::max(y, b[1]);
        const int right = std::min(x + w, b[0] + b[2]), bottom = std::min(y + h, b[1] + b[3]);
        if (left >= right || top >= bottom) return {x, y, w, h};
        std::vector<int> pieces;
        auto add = [&](int px, int py, int pw, int ph) {
          if (pw > 0 && ph > 0) pieces.insert(pieces.end(), {px, py, pw, ph});
        };
        @parts
        return pieces;
        """,
        parts=parts,
    )

    def oracle(a: list[int], b: list[int]) -> list[int]:
        rest = _cells(a[0], a[1], a[2], a[3]) - _cells(b[0], b[1], b[2], b[3])
        if len(rest) == a[2] * a[3]:
            return list(a)
        common = _cells(a[0], a[1], a[2], a[3]) - rest
        columns, rows = {x for x, _ in common}, {y for _, y in common}
        first, second = (rows, columns) if rows_first else (columns, rows)
        i, k = (1, 0) if rows_first else (0, 1)

        def zone(value: int, span: set[int]) -> int:
            return 0 if value < min(span) else 2 if value > max(span) else 1

        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for cell in rest:
            outer = zone(cell[i], first)
            groups.setdefault((outer, zone(cell[k], second) if outer == 1 else 0), []).append(cell)
        out = []
        for key in sorted(groups):
            xs, ys = [x for x, _ in groups[key]], [y for _, y in groups[key]]
            out += [min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1]
        return out

    def given(r: random.Random) -> list[object]:
        a = [r.randrange(4), r.randrange(4), r.randrange(1, 7), r.randrange(1, 7)]
        b = [a[0] + r.randrange(-2, 5), a[1] + r.randrange(-2, 5), r.randrange(1, 5), r.randrange(1, 5)]
        return [a, b]

    order = (
        "above over the full width of a, left of b, right of b (both only as high as the common part), below over the full width"
        if rows_first
        else "left over the full height of a, above b, below b (both only as wide as the common part), right over the full height"
    )
    return Made(
        "std::vector<int> @f(const std::array<int, 4>& a, const std::array<int, 4>& b)",
        body,
        oracle,
        given,
        (
            f"Cut rectangle b out of rectangle a ({{x, y, w, h}}): return the remaining pieces flat as x, y, w, h, in this order: {order}. Skip empty ones; no overlap gives a itself.",
            f"a minus b as up to 4 rects: {order}; empty pieces omitted; disjoint -> a; nothing left -> empty",
            f'Write a function for "remove from selection". Selections are rectangles x, y, width, height (sizes 1 or more). Return what remains of `a` without `b` as a flat list of rectangles: {order}. Pieces without any cell are left out. If the two don\'t overlap, the result is `a`, and if `b` covers all of `a` it is empty.',
            f"I need to redraw what a window no longer covers: all of rectangle `a` except `b`, split into rectangles (four numbers each, one behind the other): {order}; leave out pieces of no width or height. All of `a` if they have nothing in common.",
        ),
    )


def resize_map(rng: random.Random) -> Made:
    anchor = rng.choice(("upper left", "lower left", "upper right", "centre"))
    blank = rng.choice((0, 0xFF))
    edge = rng.random() < 0.3 and anchor == "upper left"
    dx = {"upper right": "newWidth - width", "centre": "(newWidth - width) / 2"}.get(anchor, "0")
    dy = {"lower left": "newHeight - height", "centre": "(newHeight - height) / 2"}.get(anchor, "0")
    fetch = (
        "result.push_back(map[std::min(y, height - 1) * width + std::min(x, width - 1)]);"
        if edge
        else f"const int u = x - dx, v = y - dy;\n    const bool inside = u >= 0 && u < width && v >= 0 && v < height;\n    result.push_back(inside ? map[v * width + u] : {hexadecimal(blank)});"
    )
    if not edge:
        fetch = fetch.replace("x - dx", "x" if dx == "0" else "x - dx").replace(
            "y - dy", "y" if dy == "0" else "y - dy"
        )
    shift = "".join(f"const int {name} = {value};\n" for name, value in (("dx", dx), ("dy", dy)) if value != "0")
    body = f"const int height = map.size() / width;\n{shift}std::vector<uint8_t> result;\nfor (int y = 0; y < newHeight; ++y)\n  for (int x = 0; x < newWidth; ++x) {{\n    {fetch}\n  }}\nreturn result;"

    def oracle(cells: list[int], width: int, new_width: int, new_height: int) -> list[int]:
        rows = [cells[i : i + width] for i in range(0, len(cells), width)]
        if edge:
            rows = [(row + [row[-1]] * new_width)[:new_width] for row in rows]
            return [one for row in (rows + [rows[-1]] * new_height)[:new_height] for one in row]
        left = {"upper right": new_width - width, "centre": int((new_width - width) / 2)}.get(anchor, 0)
        top = {"lower left": new_height - len(rows), "centre": int((new_height - len(rows)) / 2)}.get(anchor, 0)
        out = [[blank] * new_width for _ in range(new_height)]
        for y, row in enumerate(rows, top):
            for x, one in enumerate(row, left):
                if 0 <= y < new_height and 0 <= x < new_width:
                    out[y][x] = one
        return [one for row in out for one in row]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(1, 5)
        return [bytes(r.randrange(1, 9) for _ in range(width * height)), width, r.randrange(1, 7), r.randrange(1, 7)]

    stays = {
        "upper left": "the upper left corner stays where it is",
        "upper right": "the upper right corner stays where it is",
        "lower left": "the lower left corner stays where it is",
        "centre": "the old map is centred: it moves right by (newWidth - width) / 2 and down by (newHeight - height) / 2, both rounded towards zero",
    }[anchor]
    fill = "new cells repeat the last column and the last row" if edge else f"new cells are {hexadecimal(blank)}"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, int width, int newWidth, int newHeight)",
        body,
        oracle,
        given,
        (
            f"Resize a map: {stays}, {fill}, what doesn't fit is cut.",
            f"canvas size, row-major bytes: width x (size / width) -> newWidth x newHeight; {stays}; {fill}",
            f"Write a function that changes the size of a level. `map` has `width` bytes a row, whole rows and at least one. The result has newWidth columns and newHeight rows; {stays}, and {fill}. Cells that don't fit are dropped. All sizes are at least 1.",
            f"Room sizes can be changed in my editor, larger or smaller. When that happens {stays}; {fill}; the rest is lost. Give me the new cells row by row. (Old height: size divided by width; no size is 0.)",
        ),
    )


def clipboard_pack(rng: random.Random) -> Made:
    cut = rng.random() < 0.5
    width = rng.choice((8, 16))
    blank = rng.choice((0, 0x7F))
    kind = BUFFER if cut else BYTES
    clear = f"\n    map[y * {width} + x] = {hexadecimal(blank)};" if cut else ""
    push = f"clip.push_back(map[y * {width} + x]);"
    inner = f"{{\n    {push}{clear}\n  }}" if cut else push
    body = f"const int height = map.size() / {width};\nconst int x0 = std::max(left, 0), y0 = std::max(top, 0);\nconst int x1 = std::min(left + w, {width}), y1 = std::min(top + h, height);\nif (x0 >= x1 || y0 >= y1) return {{}};\nstd::vector<uint8_t> clip{{uint8_t(x1 - x0), uint8_t(y1 - y0)}};\nfor (int y = y0; y < y1; ++y)\n  for (int x = x0; x < x1; ++x) {inner}\nreturn clip;"

    def oracle(cells: list[int], left: int, top: int, w: int, h: int) -> list[int]:
        wanted = _cells(left, top, w, h)
        hits = [i for i in range(len(cells)) if (i % width, i // width) in wanted]
        if not hits:
            return []
        out = [len({i % width for i in hits}), len({i // width for i in hits}), *(cells[i] for i in hits)]
        for i in hits:
            if cut:
                cells[i] = blank
        return out

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 4)
        return [bytes(r.randrange(1, 0x70) for _ in range(width * rows)), *_box(r, width)]

    do = f"cut it (the cells become {hexadecimal(blank)})" if cut else "copy it"
    return Made(
        f"std::vector<uint8_t> @f({kind} map, int left, int top, int w, int h)",
        body,
        oracle,
        given,
        (
            f"{'Cut' if cut else 'Copy'} a rectangle of a map {width} cells wide to a clipboard: [columns][rows][cells row by row], clipped to the map; empty if nothing is on it.{f' Cut cells become {hexadecimal(blank)}.' if cut else ''}",
            f"rect -> {{w', h', cells...}} after clipping ({width} per row, whole rows); {do}; nothing visible: {{}}",
            f"Write a function for the clipboard of a map editor. `map` has {width} bytes a row, whole rows. Take the part of the rectangle (left, top, w columns, h rows) that lies on the map and {do}. The clipboard has a byte with the columns and one with the rows of that part, then its cells row by row; if no cell of the rectangle is on the map it is empty. left and top may be negative, w or h 0.",
            f"Ctrl+{'X' if cut else 'C'}: for the selected rectangle, as far as it's on the map ({width} cells in a row), {do}. I store width, height and then the cells in one vector of bytes. A selection wholly beside the map, or of no size, gives an empty vector.",
        ),
    )


def selection_shape(rng: random.Random) -> Made:
    width = rng.choice((8, 16))
    wanted = rng.choice(("spans", "box", "toggle"))
    if wanted == "spans":
        body = f"std::vector<int> spans;\nfor (int i = 0; i < int(mask.size()); ++i) {{\n  if (!mask[i]) continue;\n  if (i % {width} != 0 && mask[i - 1]) ++spans.back();\n  else spans.insert(spans.end(), {{i % {width}, i / {width}, 1}});\n}}\nreturn spans;"
    elif wanted == "box":
        body = f"int left = {width}, top = -1, right = -1, bottom = -1;\nfor (int i = 0; i < int(mask.size()); ++i) {{\n  if (!mask[i]) continue;\n  left = std::min(left, i % {width});\n  right = std::max(right, i % {width});\n  if (top < 0) top = i / {width};\n  bottom = i / {width};\n}}\nif (top < 0) return {{}};\nreturn {{left, top, right - left + 1, bottom - top + 1}};"
    else:
        body = f"std::vector<int> lonely;\nfor (int i = 0; i < int(mask.size()); ++i) {{\n  if (!mask[i]) continue;\n  const bool left = i % {width} > 0 && mask[i - 1], right = i % {width} < {width - 1} && i + 1 < int(mask.size()) && mask[i + 1];\n  const bool up = i >= {width} && mask[i - {width}], down = i + {width} < int(mask.size()) && mask[i + {width}];\n  if (!left && !right && !up && !down) lonely.push_back(i);\n}}\nreturn lonely;"

    def oracle(mask: list[int]) -> list[int]:
        on = {(i % width, i // width) for i, one in enumerate(mask) if one}
        if wanted == "box":
            if not on:
                return []
            xs, ys = {x for x, _ in on}, {y for _, y in on}
            return [min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1]
        if wanted == "toggle":
            return sorted(y * width + x for x, y in on if not on & {(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)})
        out = []
        for y in range(len(mask) // width + 1):
            starts = sorted(x for x, v in on if v == y and (x - 1, y) not in on)
            for x in starts:
                end = x
                while (end, y) in on:
                    end += 1
                out += [x, y, end - x]
        return out

    goal = {
        "spans": "the selected stretches of each row as a flat list of x, y, length, in reading order",
        "box": "the smallest rectangle around all selected cells as x, y, width, height (an empty list without any)",
        "toggle": "the indices of selected cells none of whose four neighbours is selected, ascending",
    }[wanted]
    return Made(
        f"std::vector<int> @f({BYTES} mask)",
        body,
        oracle,
        lambda r: [
            bytes(r.choice((0, 0, 1, 1, 0xFF)) if r.random() < 0.6 else 0 for _ in range(width * r.randrange(4)))
        ],
        (
            f"Selection mask, a byte per cell, {width} a row (not 0 = selected): return {goal}.",
            f"mask[{width} per row] -> {goal}",
            f"Write a function for a map editor with free-form selections. `mask` has a byte for every cell, {width} a row and whole rows; what is not 0 is selected. Return {goal}. Rows don't continue in the next one.",
            f"The magic wand gives me a byte for each cell of the map (rows of {width}, zero for not selected), and I need {goal}. The right end of a row does not touch the left end of the next.",
        ),
    )


def select_similar(rng: random.Random) -> Made:
    width = rng.choice((4, 8))
    mask = rng.choice((0x3FF, 0x1C00, 0xFFFF))
    how = rng.choice(("new", "add", "toggle"))
    op = {
        "new": "selection[i] = same;",
        "add": "if (same) selection[i] = 1;",
        "toggle": "if (same) selection[i] = !selection[i];",
    }[how]
    test = "map[i] == map[at]" if mask == 0xFFFF else f"((map[i] ^ map[at]) & {hexadecimal(mask)}) == 0"
    body = f"int count = 0;\nfor (size_t i = 0; i < map.size(); ++i) {{\n  const bool same = {test};\n  {op}\n  count += selection[i] != 0;\n}}\nreturn count;"

    def oracle(cells: list[int], selection: list[int], at: int) -> int:
        alike = {i for i, one in enumerate(cells) if one & mask == cells[at] & mask}
        old = {i for i, one in enumerate(selection) if one}
        new = {"new": alike, "add": old | alike, "toggle": old ^ alike}[how]
        selection[:] = [int(i in new) for i in range(len(selection))]
        return len(new)

    def given(r: random.Random) -> list[object]:
        size = width * r.randrange(1, 4)
        cells = [r.randrange(3) | r.choice((0, 0x400, 0x4000)) for _ in range(size)]
        return [cells, bytes(r.randrange(2) for _ in range(size)), r.randrange(size)]

    alike = {0x3FF: "with the same tile number", 0x1C00: "with the same palette", 0xFFFF: "with the same word"}[mask]
    do = {
        "new": f"select exactly the cells {alike} as cell `at`",
        "add": f"add all cells {alike} as cell `at` to the selection",
        "toggle": f"toggle whether they are selected for all cells {alike} as cell `at`",
    }[how]
    return Made(
        f"int @f({WORDS} map, {BUFFER} selection, size_t at)",
        body,
        oracle,
        given,
        (
            f"Select similar: {do} (anywhere on the map; selection has 0 or 1 per cell), and return how many cells are selected afterwards.",
            f"map words + selection bytes (0/1): {do}, itself included -> number selected now",
            f'Write a function for "select all of this kind". `map` has tilemap words, with the tile number in bits 0-9 and the palette in bits 10-12, and `selection` a byte for each cell, 1 if it is selected and 0 if not. In place, {do}, wherever they are; that cell itself belongs to them. Return the number of selected cells afterwards.',
            f"Double-clicking a cell of my tilemap editor should {do}, that cell included and connected or not. Selected cells have 1 in `selection`, others 0; it is as long as the map. I'd like the new count of selected cells. (Words: vhopppcc cccccccc.)",
        ),
    )


def scroll_to_show(rng: random.Random) -> Made:
    view = rng.choice((8, 16, 32))
    margin = rng.choice((0, 1, 2))
    body = (
        cpp(
            """
        if (cell - @margin < scroll) scroll = cell - @margin;
        if (cell + @margin >= scroll + @view) scroll = cell + @margin - @last;
        return std::clamp(scroll, 0, std::max(0, size - @view));
        """,
            margin=margin,
            view=view,
            last=view - 1,
        )
        .replace(" - 0 <", " <")
        .replace(" - 0;", ";")
        .replace(" + 0 ", " ")
    )

    def oracle(scroll: int, cell: int, size: int) -> int:
        tries = sorted(range(scroll - 2 * size - 100, scroll + 2 * size + 100), key=lambda one: abs(one - scroll))
        best = next((one for one in tries if one + margin <= cell <= one + view - 1 - margin), 0)
        return max(0, min(best, size - view)) if size > view else 0

    def given(r: random.Random) -> list[int]:
        size = r.choice((view - 3, view + 5, 3 * view, 2 * view))
        scroll = r.randrange(max(1, size - view + 1))
        return [
            scroll,
            r.choice((0, size - 1, r.randrange(size), min(size - 1, scroll + view - 1), min(size - 1, scroll + 1))),
            size,
        ]

    near = f" with at least {margin} more cell{'s' * (margin > 1)} on either side" if margin else ""
    return Made(
        "int @f(int scroll, int cell, int size)",
        body,
        oracle,
        given,
        (
            f"Scroll a {view}-cell view just as far as needed to show `cell`{near}; then keep the scroll position from 0 to size - {view} (0 if the map is smaller).",
            f"ensure visible: view of {view} cells from `scroll` on, map of `size` cells; move as little as possible so that cell is in view{near}, then clamp to 0..max(0, size - {view})",
            f"Write a function that keeps the cursor of a map editor in sight, in one direction. The view shows {view} cells from number `scroll` on. If `cell` is not in it{near}, change the scroll position by the least amount that makes it so. After that limit it to 0 at least and size - {view} at most, or to 0 if the map has fewer than {view} cells. Return the new position.",
            f"When the cursor leaves the visible part of the map (it shows {view} cells, starting at `scroll`) the view should follow, but no further than necessary for `cell` to be in view{near}. At the ends of the map, which has `size` cells, the view stops: from 0 to size - {view}, just 0 for a smaller map. I need the new scroll value.",
        ),
    )


def lines_of_map_changed(rng: random.Random) -> Made:
    way = rng.choice(("insert", "delete"))
    line = rng.choice(("column", "row"))
    blank = rng.choice((0, 0xFF))
    if way == "insert":
        if line == "column":
            body = f"std::vector<uint8_t> result;\nfor (size_t row = 0; row < map.size(); row += width)\n  for (size_t x = 0; x <= width; ++x) {{\n    if (x == at) result.insert(result.end(), count, {hexadecimal(blank)});\n    if (x < width) result.push_back(map[row + x]);\n  }}\nreturn result;"
        else:
            body = f"std::vector<uint8_t> result = map;\nresult.insert(result.begin() + at * width, count * width, {hexadecimal(blank)});\nreturn result;"
    elif line == "column":
        body = "std::vector<uint8_t> result;\nfor (size_t i = 0; i < map.size(); ++i)\n  if (i % width < at || i % width >= at + count) result.push_back(map[i]);\nreturn result;"
    else:
        body = "std::vector<uint8_t> result = map;\nconst size_t first = std::min(at * width, map.size()), last = std::min((at + count) * width, map.size());\nresult.erase(result.begin() + first, result.begin() + last);\nreturn result;"

    def oracle(cells: list[int], width: int, at: int, count: int) -> list[int]:
        rows = [cells[i : i + width] for i in range(0, len(cells), width)]
        lines = [list(one) for one in zip(*rows, strict=True)] if line == "column" else rows
        other = len(rows) if line == "column" else width
        if way == "insert":
            if at > len(lines):
                raise ValueError("no such line")
            lines[at:at] = [[blank] * other for _ in range(count)]
        else:
            lines = lines[:at] + lines[at + count :]
        result = [list(one) for one in zip(*lines, strict=True)] if line == "column" else lines
        return [one for row in result for one in row]

    def given(r: random.Random) -> list[object]:
        width, rows = r.randrange(1, 6), r.randrange(1, 5)
        total = width if line == "column" else rows
        at = r.randrange(total + 1)
        return [bytes(r.randrange(1, 9) for _ in range(width * rows)), width, at, r.randrange(4)]

    goal = (
        f"insert `count` {line}s of {hexadecimal(blank)} before {line} `at` (which may be the number of {line}s: at the end)"
        if way == "insert"
        else f"delete `count` {line}s from {line} `at` on (fewer if there aren't as many)"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map, size_t width, size_t at, size_t count)",
        body,
        oracle,
        given,
        (
            f"Map with `width` bytes a row: {goal}; return the new map.",
            f"{goal}; row-major, whole rows -> new cells",
            f"Write a function that lets users {way} {line}s of a level. The map is stored row by row with `width` bytes each, whole rows. It should {goal} and return the resulting map, row by row. {'Columns' if line == 'column' else 'Rows'} count from 0.",
            f"In the middle of my map I want to {'make room' if way == 'insert' else 'cut something out'}: {goal}. All rows have `width` cells, a byte each; please return the map after that.",
        ),
    )


RECIPES = (
    revert_edits,
    join_edits,
    cells_of_stroke,
    rectangle_operation,
    subtract_rectangle,
    resize_map,
    clipboard_pack,
    selection_shape,
    select_similar,
    scroll_to_show,
    lines_of_map_changed,
)
