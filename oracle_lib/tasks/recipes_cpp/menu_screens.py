"""Menus, grids and windows: cursors that skip and wrap, scrolling lists, name entry, popups, zoom, columns, tabs, splits."""

import random
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "editor logic"
TEXT = "const std::string&"
TEXTS = "const std::vector<std::string>&"
BOX = "const std::array<int, 4>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def next_enabled(rng: random.Random) -> Made:
    wrap = rng.random() < 0.6
    if wrap:
        body = "const int size = enabled.size();\nfor (int i = 1; i <= size; ++i) {\n  int place = ((cursor + i * step) % size + size) % size;\n  if (enabled[place]) return place;\n}\nreturn cursor;"
    else:
        body = "const int size = enabled.size();\nfor (int place = cursor + step; place >= 0 && place < size; place += step)\n  if (enabled[place]) return place;\nreturn cursor;"

    def oracle(enabled: list[int], cursor: int, step: int) -> int:
        if abs(step) != 1:
            raise ValueError("no such step")
        ahead = list(range(cursor + 1, len(enabled))) if step > 0 else list(range(cursor))[::-1]
        behind = list(range(cursor + 1)) if step > 0 else list(range(cursor, len(enabled)))[::-1]
        way = ahead + (behind if wrap else [])
        return next((i for i in way if enabled[i]), cursor)

    def given(r: random.Random) -> list[object]:
        n = r.randrange(1, 9)
        return [bytes(r.choice((0, 0, 1)) for _ in range(n)), r.randrange(n), r.choice((1, -1))]

    end = "behind the last entry comes the first and the other way round" if wrap else "it does not go beyond the ends"
    return Made(
        f"int @f({BYTES} enabled, int cursor, int step)",
        body,
        oracle,
        given,
        (
            f"Write a function that moves a menu cursor to the next entry that can be chosen (its byte in `enabled` is not 0), downwards for `step` 1 and upwards for -1; {end}. If there is no other such entry the cursor stays.",
            f"menu: from cursor in direction step (+-1) find the next enabled[i] != 0, {'cyclic' if wrap else 'no wrap'}, else unchanged",
            f"My pause menu has greyed-out lines. Pressing down (+1) or up (-1) should skip them; {end}. With nothing to go to, return the old position. The cursor itself may stand on a disabled line.",
            f"How do I skip disabled items when navigating? enabled has a byte per item, cursor is a valid index, step is 1 or -1; {end}; no candidate: same cursor.",
        ),
    )


def ragged_grid_move(rng: random.Random) -> Made:
    columns = rng.choice((3, 4, 5))
    down = rng.choice(("stay", "last"))
    body = cpp(
        """
        switch (key) {
          case 'L': return cursor % @c > 0 ? cursor - 1 : cursor;
          case 'R': return cursor % @c < @r && cursor + 1 < count ? cursor + 1 : cursor;
          case 'U': return cursor >= @c ? cursor - @c : cursor;
          case 'D':
            if (cursor + @c < count) return cursor + @c;
            return @down;
        }
        return cursor;
        """,
        c=columns,
        r=columns - 1,
        down=f"cursor / {columns} < (count - 1) / {columns} ? count - 1 : cursor" if down == "last" else "cursor",
    )

    def oracle(cursor: int, count: int, code: int) -> int:
        if cursor not in range(count):
            raise ValueError("no cell")
        key = chr(code)
        rows = [list(range(count))[i : i + columns] for i in range(0, count, columns)]
        y, x = divmod(cursor, columns)
        if key in ("L", "R"):
            x = max(0, x - 1) if key == "L" else min(len(rows[y]) - 1, x + 1)
        elif key == "U" and y > 0:
            y -= 1
        elif key == "D" and y + 1 < len(rows):
            if x < len(rows[y + 1]):
                y += 1
            elif down == "last":
                return count - 1
        return rows[y][x]

    def given(r: random.Random) -> list[int]:
        count = r.randrange(1, 4 * columns)
        return [r.choice((r.randrange(count), count - 1, max(0, count - columns))), count, ord(r.choice("LRUDDD"))]

    gap = (
        "goes to the last item if the row below is too short"
        if down == "last"
        else "stays if the row below is too short"
    )
    return Made(
        "int @f(int cursor, int count, char key)",
        body,
        oracle,
        given,
        (
            f"Write a function that moves the cursor in a grid of `count` items, {columns} a row, numbered row by row; the last row may be shorter. `key` is 'L', 'R', 'U' or 'D'. It never wraps or leaves the grid, L and R stay in their row, and D {gap}.",
            f"inventory grid, {columns} columns, count items: L/R/U/D without wrapping; D {gap}",
            f"Item screen with {columns} icons per row and an incomplete last row. Return the new cursor for a direction letter (L, R, U, D): no wrap-around, blocked moves keep the position, down {gap}.",
            f"How do I navigate a ragged grid? {columns} columns; cursor valid; left/right within the row, up one row, down one row ({gap}); otherwise unchanged.",
        ),
    )


def keep_in_view(rng: random.Random) -> Made:
    rows = rng.choice((4, 5, 8))
    margin = rng.choice((0, 1))
    body = (
        cpp(
            """
        if (cursor < first + @m) first = cursor - @m;
        if (cursor > first + @last) first = cursor - @last;
        return std::clamp(first, 0, std::max(0, count - @rows));
        """,
            m=margin,
            last=rows - 1 - margin,
            rows=rows,
        )
        .replace(" + 0)", ")")
        .replace(" - 0;", ";")
    )

    def oracle(first: int, cursor: int, count: int) -> int:
        fine = [f for f in range(-2, count + 2) if f + margin <= cursor <= f + rows - 1 - margin]
        nearest = min(fine, key=lambda f: abs(f - first))
        return max(0, min(nearest, count - rows))

    def given(r: random.Random) -> list[int]:
        count = r.randrange(1, 20)
        return [r.randrange(0, max(1, count - rows + 1)), r.randrange(count), count]

    lines = f" with at least {margin} line between it and the border of the window" if margin else ""
    return Made(
        "int @f(int first, int cursor, int count)",
        body,
        oracle,
        given,
        (
            f"Write a function that scrolls a list so that the cursor is visible{lines}. The window shows {rows} of `count` lines, from line `first` on. Scroll as little as possible and return the new first line; it is at least 0 and never further than needed to show the last line{', which goes before the margin' if margin else ''}.",
            f"list view of {rows} rows: minimal change of first so that cursor is in [first{f' + {margin}' if margin else ''}, first + {rows - 1 - margin}], then clamp to 0..max(0, count - {rows})",
            f"My file list has {rows} visible rows. When the selection leaves them the list should follow just enough{lines}, without showing empty rows at the end if the list is longer. I need the index of the top row.",
            f"How do I keep the selected line on screen? Top line `first`, {rows} lines high, `count` in all. Move minimally{lines}; finally limit the result to 0 .. max(0, count - {rows}).",
        ),
    )


def scroll_thumb(rng: random.Random) -> Made:
    least = rng.choice((4, 8, 10))
    wanted = rng.choice(("thumb", "line"))
    if wanted == "thumb":
        signature = "std::array<int, 2> @f(int total, int shown, int first, int track)"
        body = f"if (total <= shown) return {{0, track}};\nint size = std::max({least}, track * shown / total);\nreturn {{(track - size) * first / (total - shown), size}};"
    else:
        signature = "int @f(int total, int shown, int y, int track)"
        body = f"if (total <= shown) return 0;\nint size = std::max({least}, track * shown / total);\nreturn std::clamp(y, 0, track - size) * (total - shown) / (track - size);"

    def oracle(total: int, shown: int, third: int, track: int) -> object:
        if min(total, shown, track) < 1 or track <= least:
            raise ValueError("no list")
        size = max(Fraction(least), Fraction(track * shown, total))
        thumb, hidden = int(size), total - shown
        if hidden <= 0:
            return [0, track] if wanted == "thumb" else 0
        free = track - thumb
        if wanted == "thumb":
            return [int(Fraction(third, hidden) * free), thumb]
        return int(Fraction(min(max(third, 0), free), free) * hidden)

    def given(r: random.Random) -> list[int]:
        shown = r.randrange(3, 30)
        total = r.choice((shown, shown + 1, r.randrange(1, 400), 1000))
        track = r.randrange(40, 200)
        return [
            total,
            shown,
            r.randrange(max(1, total - shown + 1)) if wanted == "thumb" else r.randrange(-10, 210),
            track,
        ]

    goal = (
        "{position, size} of a scroll bar's thumb in pixels"
        if wanted == "thumb"
        else "the first line to show when the thumb has been dragged to pixel `y`"
    )
    formula = (
        "its position is (track - size) * first / (total - shown)"
        if wanted == "thumb"
        else "y is first limited to 0 up to track - size, then the line is y * (total - shown) / (track - size)"
    )
    whole = (
        "If everything fits, the thumb fills the track" if wanted == "thumb" else "If everything fits, the line is 0"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. Of `total` lines `shown` are visible; the track has `track` pixels. The thumb's size is track * shown / total, but at least {least}; {formula}. All divisions round down. {whole}.",
            f"scrollbar: size = max({least}, track * shown / total); {formula}; floor -> {goal}. {whole}.",
            f"Drawing my own scroll bar: minimum thumb {least} pixels, otherwise in proportion to the visible share; {formula}. Integer arithmetic, rounding down. {whole}. I want {goal}.",
            f"How do I get {goal}? Thumb size: track * shown / total (floor, not under {least}); {formula}. {whole} (total <= shown).",
        ),
    )


def type_ahead(rng: random.Random) -> Made:
    fold = rng.random() < 0.6
    same = rng.random() < 0.5
    start = "" if same else " + 1"
    lower = "tolower(names[i][k]) == tolower(typed[k])" if fold else "names[i][k] == typed[k]"
    body = cpp(
        """
        for (size_t n = 0; n < names.size(); ++n) {
          size_t i = (current + n@start) % names.size();
          bool fits = names[i].size() >= typed.size();
          for (size_t k = 0; fits && k < typed.size(); ++k) fits = @lower;
          if (fits) return i;
        }
        return -1;
        """,
        start=start,
        lower=lower,
    )

    def oracle(names: list[str], current: int, typed: str) -> int:
        first = current if same else current + 1
        order = [*range(first, len(names)), *range(min(first, len(names)))]
        low = str.lower if fold else str
        return next((i for i in order if low(names[i]).startswith(low(typed))), -1)

    def given(r: random.Random) -> list[object]:
        names = [r.choice(("Cave", "Castle", "castle", "Dam", "cellar", "Desert")) for _ in range(r.randrange(1, 7))]
        return [names, r.randrange(len(names)), r.choice(("c", "C", "ca", "Ca", "d", "des", "x"))]

    begin = "with the current entry" if same else "behind the current entry (which itself comes last)"
    case = "regardless of case" if fold else "with exact case"
    return Made(
        f"int @f({TEXTS} names, int current, {TEXT} typed)",
        body,
        oracle,
        given,
        (
            f"Write a function for a list in which one can type to jump: it returns the index of the next entry that begins with `typed` {case}, searching from {begin[5:] if begin.startswith('with ') else begin} on and from the start again after the end; -1 if no entry does. `current` is valid.",
            f"type-ahead: cyclic search for prefix `typed` ({case}), starting {begin}; none: -1",
            f"Typing letters in the room list should select the next matching name. Prefix match {case}; the search starts {begin} and wraps. Nothing matches: -1.",
            f"How do I implement incremental keyboard search? First name with that beginning ({case}), going round once, beginning {begin}; -1 for none.",
        ),
    )


def popup_place(rng: random.Random) -> Made:
    width, height = rng.choice(((256, 224), (320, 240), (640, 480)))
    body = (
        cpp(
            """
        int left = x, top = y + @gap;
        if (left + w > @sw) left = std::max(0, @sw - w);
        if (top + h > @sh) top = y - @gap - h;
        return {left, std::max(0, top)};
        """,
            gap=(gap := rng.choice((0, 4, 8))),
            sw=width,
            sh=height,
        )
        .replace("y + 0", "y")
        .replace("y - 0 - h", "y - h")
    )

    def oracle(x: int, y: int, w: int, h: int) -> list[int]:
        columns = [one for one in range(width) if one <= x and one + w <= width]
        under, over = y + gap, y - gap - h
        return [max(columns, default=0), under if under + h <= height else max(over, 0)]

    off = f"{gap} pixels " if gap else "directly "
    return Made(
        "std::array<int, 2> @f(int x, int y, int w, int h)",
        body,
        oracle,
        lambda r: [
            r.randrange(width),
            r.randrange(height),
            r.choice((40, 90, width, r.randrange(1, width))),
            r.choice((20, 60, r.randrange(1, height))),
        ],
        (
            f"Write a function that places a popup of w x h pixels on a screen of {width}x{height} for a click at (`x`, `y`) and returns {{left, top}}. It starts at x, but is shifted left as far as needed to fit (not below 0); it lies {off}under the click (top = y{f' + {gap}' if gap else ''}), or if it doesn't fit there, {off}above it (its end at y{f' - {gap}' if gap else ''}), though never above 0.",
            f"left = x + w <= {width} ? x : max(0, {width} - w); top = y{f' + {gap}' if gap else ''} if that + h <= {height}, else max(0, y{f' - {gap}' if gap else ''} - h)",
            f"Tooltip placement in my {width}x{height} window: prefer {off}below the mouse, flip to {off}above when it would leave the bottom, shift left at the right border; neither coordinate gets negative. Return left and top.",
            f"Where do I open a context menu so that it stays on screen ({width} by {height})? Below ({off.strip()}), otherwise above; slide left only as needed; limit both to 0.",
        ),
    )


def whole_zoom(rng: random.Random) -> Made:
    wanted = rng.choice(("scale", "rect"))
    most = rng.choice((8, 16, None))
    cap = f"std::min({{{most}, w / width, h / height}})" if most else "std::min(w / width, h / height)"
    ret = (
        "return scale;"
        if wanted == "scale"
        else "return {(w - width * scale) / 2, (h - height * scale) / 2, width * scale, height * scale};"
    )
    body = f"int scale = std::max(1, {cap});\n{ret}"

    def oracle(width: int, height: int, w: int, h: int) -> object:
        fits = [k for k in range(1, (most or 1000) + 1) if k * width <= w and k * height <= h]
        k = max(fits, default=1)
        if wanted == "scale":
            return k
        return [int(Fraction(w - k * width, 2)), int(Fraction(h - k * height, 2)), k * width, k * height]

    goal = (
        "this scale"
        if wanted == "scale"
        else "{left, top, width, height} of the scaled picture centred in the window (odd leftovers halved towards zero; left and top are negative where it sticks out)"
    )
    limit = f", at most {most}" if most else ""
    return Made(
        f"{'int' if wanted == 'scale' else 'std::array<int, 4>'} @f(int width, int height, int w, int h)",
        body,
        oracle,
        lambda r: [
            r.choice((8, 128, 256, r.randrange(1, 300))),
            r.choice((8, 224, 16, r.randrange(1, 300))),
            r.randrange(50, 1000),
            r.randrange(50, 1000),
        ],
        (
            f"Write a function for pixel graphics that are only enlarged by whole numbers: the largest scale{limit} at which a picture of width x height fits into a window of w x h, but at least 1 even if it doesn't fit. Return {goal}.",
            f"integer scale k = max k >= 1 with k*width <= w, k*height <= h{limit} (1 if none) -> {goal}",
            f"My tile view should zoom without blur. Biggest integer factor that fits the window{limit}; never below 1. I need {goal}. All sizes are positive.",
            f"How do I letterbox a {'' if wanted == 'scale' else 'centred '}SNES picture with an integer zoom{limit}? If not even 1x fits use 1x. Result: {goal}.",
        ),
    )


def column_layout(rng: random.Random) -> Made:
    gap = rng.choice((1, 2))
    wanted = rng.choice(("columns", "text"))
    if wanted == "columns":
        body = f"size_t longest = 0;\nfor (const auto& name : names) longest = std::max(longest, name.size());\nreturn std::max(1, static_cast<int>((width + {gap}) / (longest + {gap})));"
    else:
        body = f"size_t longest = 0;\nfor (const auto& name : names) longest = std::max(longest, name.size());\nconst int columns = std::max(1, static_cast<int>((width + {gap}) / (longest + {gap})));\nstd::string text;\nfor (size_t i = 0; i < names.size(); ++i) {{\n  bool last = (i + 1) % columns == 0 || i + 1 == names.size();\n  text += names[i] + (last ? \"\\n\" : std::string(longest - names[i].size() + {gap}, ' '));\n}}\nreturn text;"

    def oracle(names: list[str], width: int) -> object:
        longest = max(map(len, names), default=0)
        columns = max([n for n in range(1, width + gap + 1) if n * longest + (n - 1) * gap <= width], default=1)
        if wanted == "columns":
            return columns
        rows = [names[i : i + columns] for i in range(0, len(names), columns)]
        return "".join((" " * gap).join([*(one.ljust(longest) for one in row[:-1]), row[-1]]) + "\n" for row in rows)

    goal = (
        "how many columns fit (at least 1)"
        if wanted == "columns"
        else 'the text: row by row, every name but the last of a row padded to its column, each row ended by "\\n" without trailing spaces'
    )
    return Made(
        f"{'int' if wanted == 'columns' else 'std::string'} @f({TEXTS} names, int width)",
        body,
        oracle,
        lambda r: [
            ["".join(r.choices("abc", k=r.randrange(1, 7))) for _ in range(r.randrange(1, 8))],
            r.choice((1, 8, 20, r.randrange(1, 30))),
        ],
        (
            f"Write a function that lays out names in equal columns, as wide as the longest name and {gap} space{'s' * (gap > 1)} apart, as many as fit into `width` characters but at least one, and returns {goal}. There is at least one name, and none is empty.",
            f"columns of width max(len), gap {gap}, total <= width, min 1 -> {goal}",
            f"Printing a list of labels in my console like ls does (filled row by row). Column width is the longest label, {gap} blank{'s' * (gap > 1)} between columns, line width `width`. I want {goal}. The list isn't empty, nor is any label.",
            f"How many columns of names fit side by side? Each takes the longest name's length with {gap} between neighbours; one column if even that is too wide. Return {goal}.",
        ),
    )


def digit_spin(rng: random.Random) -> Made:
    base = rng.choice((10, 16))
    digits = rng.choice((2, 3, 4))
    carry = rng.random() < 0.5
    top = base**digits - 1
    body = f"int unit = 1;\nwhile (place-- > 0) unit *= {base};\n"
    body += (
        f"return std::clamp(value + step * unit, 0, {top});"
        if carry
        else f"int digit = value / unit % {base}, turned = ((digit + step) % {base} + {base}) % {base};\nreturn value + (turned - digit) * unit;"
    )

    def oracle(value: int, place: int, step: int) -> int:
        if place not in range(digits) or not 0 <= value <= top:
            raise ValueError("no such digit")
        parts = [value // base**i % base for i in range(digits)]
        if not carry:
            parts[place] = (parts[place] + step) % base
            return sum(one * base**i for i, one in enumerate(parts))
        return int(sorted((0, sum(one * base**i for i, one in enumerate(parts)) + step * base**place, top))[1])

    kind = "decimal" if base == 10 else "hexadecimal"
    rule = (
        f"with carry into the other digits, but the number stays from 0 to {top}"
        if carry
        else f"only that digit changes, going round from {'9' if base == 10 else 'F'} to 0 and back"
    )
    return Made(
        "int @f(int value, int place, int step)",
        body,
        oracle,
        lambda r: [r.choice((0, top, r.randrange(top + 1))), r.randrange(digits), r.choice((1, -1, 1, -1, 3))],
        (
            f"Write a function for a number field with {digits} {kind} digits where up and down change the digit under the cursor. `place` is the digit (0 is the last one), `step` is added to it: {rule}. Return the new number.",
            f"{digits}-digit {kind} spinner at digit `place` (0 = ones) by step; {rule}",
            f"Quantity selection in a shop works digit by digit. {digits} {kind} digits, cursor on digit `place` counted from the right; pressing up or down gives step 1 or -1 (other steps are possible): {rule}.",
            f"How do I change one digit of a number? value has up to {digits} {kind} digits; add `step` at position `place` from the right, {rule}.",
        ),
    )


def name_grid_letter(rng: random.Random) -> Made:
    columns = rng.choice((10, 9, 8))
    limit = rng.choice((4, 6))
    keys = rng.choice(("DEL", "BOTH"))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    end = ">" if keys == "BOTH" else ""
    chars = letters + "<" + end
    body = cpp(
        """
        static const std::string keys = "@chars";
        std::string name;
        for (size_t i = 0; i + 1 < cells.size(); i += 2) {
          const size_t place = cells[i + 1] * @c + cells[i];
          if (cells[i] >= @c || place >= keys.size()) continue;
          const char key = keys[place];
          @end
          if (key == '<') {
            if (!name.empty()) name.pop_back();
          } else if (name.size() < @limit) {
            name += key;
          }
        }
        return name;
        """,
        chars=chars,
        c=columns,
        limit=limit,
        end="if (key == '>') break;" if end else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(cells: list[int]) -> str:
        grid = {(i % columns, i // columns): one for i, one in enumerate(chars)}
        typed = "".join(grid.get(cell, "") for cell in zip(cells[::2], cells[1::2], strict=False)).partition(">")[0]
        out = ""
        for one in typed:
            out = out[:-1] if one == "<" else (out + one)[:limit]
        return out

    rows = -(-len(chars) // columns)
    stop = ", then '>', which ends the entry" if end else ""
    return Made(
        f"std::string @f({BYTES} cells)",
        body,
        oracle,
        lambda r: [
            bytes(
                p
                for _ in range(r.randrange(11))
                for p in (
                    (26 % columns, 26 // columns) if r.random() < 0.15 else (r.randrange(columns), r.randrange(rows))
                )
            )
        ],
        (
            f"Write a function that returns the name typed on a name entry screen. The letters A to Z fill a grid of {columns} columns row by row, followed by '<', which deletes the last letter (if any){stop}. `cells` has column and row of each key pressed. A name has at most {limit} letters, further ones are ignored, as are presses on empty cells.",
            f"keyboard grid {columns} wide: \"{chars}\"; (x, y) byte pairs -> name; '<' backspace{', > stops' if end else ''}, max {limit} letters, other cells nothing",
            f"Name entry: the cursor positions pressed come as x, y bytes. Grid of {columns} per row: {letters}, then < for backspace{' and > for done (later presses do not count)' if end else ''}. {limit} letters at most; no key there (also x beyond the row): nothing happens.",
            f"Replay presses on the on-screen keyboard. Key index = y * {columns} + x (x below {columns}) into \"{chars}\"; '<' removes a letter{', > finishes' if end else ''}; when {limit} letters are there more letters do nothing. Return the text.",
        ),
    )


def split_view(rng: random.Random) -> Made:
    least = rng.choice((16, 32, 40))
    bar = rng.choice((2, 4, 6))
    body = cpp(
        """
        const int room = width - @bar;
        int left = std::max(@least, std::min(mouse - @half, room - @least));
        if (room < @two) left = room / 2;
        return {left, room - left};
        """,
        bar=bar,
        half=bar // 2,
        least=least,
        two=2 * least,
    )

    def oracle(width: int, mouse: int) -> list[int]:
        room = width - bar
        if room < 0:
            raise ValueError("no room")
        if room < least * 2:
            return [room // 2, room - room // 2]
        left = sorted((least, mouse - bar // 2, room - least))[1]
        return [left, room - left]

    return Made(
        "std::array<int, 2> @f(int width, int mouse)",
        body,
        oracle,
        lambda r: [r.choice((2 * least, 2 * least + bar, 300, r.randrange(bar, 400))), r.randrange(-20, 420)],
        (
            f"Write a function that returns the widths {{left, right}} of two panes when their divider is dragged. The window is `width` pixels wide, the divider takes {bar}; its middle follows the mouse, so the left pane ends {bar // 2} pixel{'s' * (bar > 2)} before it. Each pane keeps at least {least} pixels; if there isn't room for that, they share what is there equally (the right one gets the odd pixel).",
            f"splitter: room = width - {bar}; left = clamp(mouse - {bar // 2}, {least}, room - {least}); if room < {2 * least}: left = room / 2; right = room - left",
            f"Map on the left, tiles on the right, a {bar}-pixel bar between that the user drags. Minimum size of a pane is {least}; in a window too small for both minimums halve the rest (left rounded down). left = mouse - {bar // 2} otherwise.",
            f"How do I clamp a splitter? `mouse` is its x in the window (may be outside), bar width {bar}, centred on the mouse, panes not under {least} pixels; too narrow: equal halves, floor for the left. `width` is at least {bar}.",
        ),
    )


def minimap_view(rng: random.Random) -> Made:
    shrink = rng.choice((8, 16, 4))
    wanted = rng.choice(("frame", "click"))
    sw, sh = 256, rng.choice((224, 240))
    if wanted == "frame":
        signature = "std::array<int, 4> @f(int x, int y)"
        body = f"int left = x / {shrink}, top = y / {shrink};\nreturn {{left, top, (x + {sw} + {shrink - 1}) / {shrink} - left, (y + {sh} + {shrink - 1}) / {shrink} - top}};"
    else:
        signature = "std::array<int, 2> @f(int px, int py, int width, int height)"
        body = f"auto place = [](int p, int view, int size) {{ return std::max(0, std::min(p * {shrink} - view / 2, size - view)); }};\nreturn {{place(px, {sw}, width), place(py, {sh}, height)}};"

    def oracle(a: int, b: int, width: int = 0, height: int = 0) -> list[int]:
        if wanted == "frame":
            if min(a, b) < 0:
                raise ValueError("outside")
            columns, rows = (
                sorted({x // shrink for x in range(a, a + sw)}),
                sorted({y // shrink for y in range(b, b + sh)}),
            )
            return [columns[0], rows[0], len(columns), len(rows)]
        out = []
        for p, view, size in ((a, sw, width), (b, sh, height)):
            middle = p * shrink - view // 2
            out.append(sorted((0, middle, size - view))[1] if size >= view else 0)
        return out

    def given(r: random.Random) -> list[int]:
        if wanted == "frame":
            return [r.randrange(2000), r.randrange(2000)]
        return [r.randrange(150), r.randrange(150), r.choice((256, 1024, 200, 512)), r.choice((sh, 1024, 512, 100))]

    goal = (
        "{left, top, width, height} of the cells of the minimap that the view touches"
        if wanted == "frame"
        else "the camera position {x, y} that centres the view on the clicked cell"
    )
    rule = (
        "The view's corner is at (x, y) of the map (not negative), and a cell counts if at least one of its pixels is in view"
        if wanted == "frame"
        else f"The clicked cell's corner (px * {shrink}, py * {shrink}) should be in the middle (half the view's size behind the camera), but the camera stays from 0 to the map's size minus the view's; where the map of width x height pixels is smaller than the view it is 0"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function for a minimap in which each cell is {shrink}x{shrink} pixels of the map; the view is {sw}x{sh} pixels. It returns {goal}. {rule}.",
            f"minimap 1:{shrink}, view {sw}x{sh}: {goal}. {rule}.",
            f"The overview of my level editor is {shrink} times smaller than the map. I need {goal}; the screen shows {sw} by {sh} pixels. {rule}.",
            f"How do I get {goal}, at a scale of 1/{shrink} and a {sw}x{sh} view? {rule}.",
        ),
    )


RECIPES = (
    next_enabled,
    ragged_grid_move,
    keep_in_view,
    scroll_thumb,
    type_ahead,
    popup_place,
    whole_zoom,
    column_layout,
    digit_spin,
    name_grid_letter,
    split_view,
    minimap_view,
)
