"""Areas of an overworld: large and small ones, parents, neighbours, offsets and pixels, camera limits, overlays."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "overworld"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _parents(r: random.Random, side: int, count: int = 4) -> list[int]:
    """A parent for each area: large areas cover 2x2 and are named by their upper left one."""
    out = list(range(side * side))
    for _ in range(r.randrange(count)):
        x, y = r.randrange(side - 1), r.randrange(side - 1)
        cells = [(y + dy) * side + x + dx for dy in (0, 1) for dx in (0, 1)]
        if all(out[one] == one for one in cells) and all(out.count(one) == 1 for one in cells):
            for one in cells:
                out[one] = cells[0]
    return out


def parent_table(rng: random.Random) -> Made:
    side = rng.choice((8, 8, 4))
    total = side * side
    wanted = rng.choice(("parents", "quarters"))
    value = "parent" if wanted == "parents" else "dy * 2 + dx + 1"
    body = cpp(
        """
        std::array<uint8_t, @total> result{};
        @fill
        for (uint8_t parent : large)
          for (int dy = 0; dy < 2; ++dy)
            for (int dx = 0; dx < 2; ++dx) result[parent + dy * @side + dx] = @value;
        return result;
        """,
        total=total,
        fill="std::iota(result.begin(), result.end(), 0);" if wanted == "parents" else "",
        side=side,
        value=value,
    ).replace("\n\n", "\n")

    def oracle(large: list[int]) -> list[int]:
        out = []
        for area in range(total):
            y, x = divmod(area, side)
            owners = [one for one in large if y - one // side in (0, 1) and x - one % side in (0, 1)]
            if wanted == "parents":
                out.append(owners[0] if owners else area)
            else:
                out.append(0 if not owners else 1 + (x - owners[0] % side) + 2 * (y - owners[0] // side))
        return out

    def given(r: random.Random) -> list[bytes]:
        parents = _parents(r, side, 9)
        large = [one for one in set(parents) if parents.count(one) == 4]
        r.shuffle(large)
        return [bytes(large)]

    goal = (
        "the parent of every area: the large area's number for the four areas that it covers, its own number for a small one"
        if wanted == "parents"
        else "for every area 0 if it is small, else which quarter of its large area it is (1 upper left, 2 upper right, 3 lower left, 4 lower right)"
    )
    return Made(
        f"std::array<uint8_t, {total}> @f({BYTES} large)",
        body,
        oracle,
        given,
        (
            f"From the list of large areas of a {side}x{side} world build a table with {goal}.",
            f"{side}x{side} overworld, `large` = upper left areas of the 2x2 ones -> {goal}",
            f"Write a function for an overworld of {side} rows of {side} areas, numbered row by row from 0. `large` lists the large areas by their upper left area; each covers 2x2 areas, they never overlap and lie within the world. Return {goal}.",
            f"When a user makes an area large, my tables must be made anew. Given all large areas (the number of the upper left of the four areas; no overlaps, none sticks out of the {side}x{side} grid), I need {goal}.",
        ),
    )


def next_area(rng: random.Random) -> Made:
    side = rng.choice((8, 8, 4))
    edge = rng.choice(("wrap", "none"))
    ways = rng.choice((("up", "down", "left", "right"), ("up", "right", "down", "left")))
    steps = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
    dx, dy = (", ".join(str(steps[one][i]) for one in ways) for i in (0, 1))
    large = rng.random() < 0.6
    end = (
        f"x = (x + {side}) % {side};\ny = (y + {side}) % {side};"
        if edge == "wrap"
        else f"if (x < 0 || x >= {side} || y < 0 || y >= {side}) return -1;"
    )
    result = f"y * {side} + x"
    body = f"const int dx[] = {{{dx}}}, dy[] = {{{dy}}};\nint x = area % {side} + dx[direction], y = area / {side} + dy[direction];\n{end}\nreturn {f'parents[{result}]' if large else result};"

    def oracle(*given: object) -> int:
        parents, area, direction = given if large else (list(range(side * side)), *given)
        spots = {(i % side, i // side): i for i in range(side * side)}
        x, y = list(spots)[int(str(area))]
        x, y = x + steps[ways[int(str(direction))]][0], y + steps[ways[int(str(direction))]][1]
        found = spots.get((x % side, y % side) if edge == "wrap" else (x, y), -1)
        return found if found < 0 else list(parents)[found]  # type: ignore[call-overload]

    def given(r: random.Random) -> list[object]:
        rest: list[object] = [r.choice((0, side - 1, side * side - 1, r.randrange(side * side))), r.randrange(4)]
        return [bytes(_parents(r, side, 9)), *rest] if large else rest

    border = "the world wraps around at its borders" if edge == "wrap" else "-1 beyond the border of the world"
    named = ", ".join(f"{i} {one}" for i, one in enumerate(ways))
    which = "the parent of the area there (parents[n] is the parent of area n)" if large else "the area there"
    return Made(
        f"int @f({f'{BYTES} parents, ' if large else ''}int area, int direction)",
        body,
        oracle,
        given,
        (
            f"One area further on a {side}x{side} overworld: from `area` in `direction` ({named}) return {which}; {border}.",
            f"neighbour(area, direction): {named}; {side} areas a row, {side} rows; {which}; {border}",
            f"Write a function that finds where the player gets when walking out of a screen. The world has {side}x{side} areas, numbered row by row from 0; the player leaves area `area` (as it is, not its parent) in direction {named}, by one area. Return {which}; {border}.",
            f"For the arrow keys of my overworld view I need a step from one area to the next. Areas are numbered along {side} rows of {side}, the direction is {named}. The result is {which}; {border}.",
        ),
    )


def camera_range_of_area(rng: random.Random) -> Made:
    side = 8
    high = rng.choice((224, 240))
    wanted = rng.choice(("range", "clamp"))
    unit = 512
    body = cpp(
        """
        const int size = large ? 1024 : 512;
        const int left = area % 8 * 512, top = area / 8 * 512;
        @final
        """,
        final=f"return {{left, left + size - 256, top, top + size - {high}}};"
        if wanted == "range"
        else f"return {{std::clamp(x - 128, left, left + size - 256), std::clamp(y - {high // 2}, top, top + size - {high})}};",
    )

    def oracle(area: int, large: bool, x: int = 0, y: int = 0) -> list[int]:
        tiles = 2 if large else 1
        ends = []
        for place, view in ((area % side, 256), (area // side, high)):
            ends.append((place * unit, (place + tiles) * unit - view))
        if wanted == "range":
            return [*ends[0], *ends[1]]
        return [max(a, min(b, p)) for (a, b), p in zip(ends, (x - 128, y - high // 2), strict=True)]

    def given(r: random.Random) -> list[object]:
        large = r.random() < 0.5
        area = r.randrange(7) + 8 * r.randrange(7)
        if wanted == "range":
            return [area, large]
        x, y = area % 8 * 512, area // 8 * 512
        size = 1024 if large else 512
        return [
            area,
            large,
            x + r.choice((0, 100, 128, 200, 300, size - 1)),
            y + r.choice((0, 50, 112, 121, 300, size - 1)),
        ]

    goal = (
        "the least and the greatest horizontal, then the least and the greatest vertical camera position"
        if wanted == "range"
        else f"the camera position {{x, y}} that puts the player at (x, y) into the middle (128 pixels right of it and {high // 2} below it), kept within the area"
    )
    return Made(
        f"std::array<int, {4 if wanted == 'range' else 2}> @f(int area, bool large{'' if wanted == 'range' else ', int x, int y'})",
        body,
        oracle,
        given,
        (
            f"Scroll limits on an 8x8 world of 512-pixel areas (a large one 1024x1024), view 256x{high}: return {goal}, in world pixels.",
            f"area (8 a row, 512x512 px, large: 1024x1024) + 256x{high} camera -> {goal}",
            f"Write a function that returns {goal}. Areas are 512x512 pixels and numbered along rows of 8; a large area is 1024x1024 pixels, and `area` is then its upper left part. The camera position is the upper left corner of a view of 256x{high} pixels, which must lie within the area. All in pixels from the upper left corner of the world.",
            f"My preview must scroll like the game: the view (256x{high}) never leaves the area. Area n lies in column n % 8 and row n / 8 of the world, 512 pixels each way, or twice that if it is large. Give me {goal}, in pixels of the world.",
        ),
    )


def areas_under_rectangle(rng: random.Random) -> Made:
    side = rng.choice((8, 8, 4))
    size = rng.choice((512, 256))
    parents = rng.random() < 0.5
    value = f"y * {side} + x"
    body = cpp(
        """
        std::set<int> found;
        if (w <= 0 || h <= 0) return {};
        for (int y = 0; y < @side; ++y)
          for (int x = 0; x < @side; ++x)
            if (x * @size < left + w && left < (x + 1) * @size && y * @size < top + h && top < (y + 1) * @size)
              found.insert(@value);
        return std::vector<int>(found.begin(), found.end());
        """,
        side=side,
        size=size,
        value=f"parents[{value}]" if parents else value,
    )

    def oracle(*given: object) -> list[int]:
        table, left, top, w, h = given if parents else (list(range(side * side)), *given)
        left, top, w, h = (int(str(one)) for one in (left, top, w, h))
        if w <= 0 or h <= 0:
            return []
        columns = range(max(0, left // size), min(side - 1, (left + w - 1) // size) + 1)
        rows = range(max(0, top // size), min(side - 1, (top + h - 1) // size) + 1)
        return sorted({list(table)[row * side + column] for row in rows for column in columns})  # type: ignore[call-overload]

    def given(r: random.Random) -> list[object]:
        full = side * size
        rest: list[object] = [
            r.choice((-5, 0, size - 1, size, r.randrange(full), full)),
            r.choice((-size, 0, size, r.randrange(full), full - 1)),
            r.choice((0, 1, 5, size, size + 1, 2 * size)),
            r.choice((1, 6, size, size + 1, -1)),
        ]
        return [bytes(_parents(r, side, 9)), *rest] if parents else rest

    what = "parents (parents[n] for area n) of the areas" if parents else "areas"
    return Made(
        f"std::vector<int> @f({f'{BYTES} parents, ' if parents else ''}int left, int top, int w, int h)",
        body,
        oracle,
        given,
        (
            f"Which {what} does a pixel rectangle touch on a {side}x{side} world with {size}x{size}-pixel areas? Ascending, each once; ignore what's outside.",
            f"rect (left, top, w, h) in world pixels -> the {what} that it covers at least partly, sorted, unique; {side} areas a row and {side} rows of {size} px; w or h <= 0: none",
            f"Write a function that returns the {what} that a rectangle covers, even if by one pixel only. Areas are {size}x{size} pixels, numbered row by row from 0, {side} in each of {side} rows. The rectangle begins at (left, top) and is w wide and h high, in pixels; it may stick out of the world, and if w or h is 0 or less it covers nothing. The result is ascending without repetitions.",
            f"After a paste on the big overworld map I have to save the {what} that were changed. The changed rectangle is given in world pixels (upper left corner, width, height); the world is {side} by {side} areas of {size} pixels a side. Numbers ascending, each once. It may hang over the border; an empty rectangle (w or h not positive) gives an empty list.",
        ),
    )


def check_large_areas(rng: random.Random) -> Made:
    side = rng.choice((8, 4))
    wanted = rng.choice(("first", "bad"))
    final = {"first": "return large[i];", "bad": "bad.push_back(large[i]);"}[wanted]
    body = cpp(
        """
        std::vector<bool> taken(@total);
        @head
        for (size_t i = 0; i < large.size(); ++i) {
          const int area = large[i];
          bool ok = area < @total && area % @side != @last && area / @side != @last;
          for (int offset : {0, 1, @side, @diagonal}) ok = ok && !taken[area + offset];
          if (!ok) {
            @final
            @more
          }
          for (int offset : {0, 1, @side, @diagonal}) taken[area + offset] = true;
        }
        return @ret;
        """,
        total=side * side,
        head="std::vector<int> bad;" if wanted == "bad" else "",
        side=side,
        last=side - 1,
        diagonal=side + 1,
        final=final,
        more="continue;" if wanted == "bad" else "",
        ret="bad" if wanted == "bad" else "-1",
    )
    body = "\n".join(line for line in body.split("\n") if line.strip())

    def oracle(large: list[int]) -> object:
        owned: set[tuple[int, int]] = set()
        bad = []
        for area in large:
            y, x = divmod(area, side)
            cells = {(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)}
            if max(x, y) > side - 2 or owned & cells:
                bad.append(area)
            else:
                owned |= cells
        return bad if wanted == "bad" else next(iter(bad), -1)

    def given(r: random.Random) -> list[bytes]:
        return [
            bytes(
                r.randrange(side * side + 2) if r.random() < 0.4 else r.randrange(side - 1) * side + r.choice((0, 2))
                for _ in range(r.randrange(5))
            )
        ]

    goal = (
        "the first area in the list that is not allowed, -1 if all are"
        if wanted == "first"
        else "the areas that are not allowed, in the order of the list; they don't take any place"
    )
    return Made(
        f"{'int' if wanted == 'first' else 'std::vector<int>'} @f({BYTES} large)",
        body,
        oracle,
        given,
        (
            f"Validate the large areas of a {side}x{side} world (each is 2x2 from its number to the right and down): return {goal}. Bad: sticks out of the grid, or overlaps an earlier allowed one.",
            f"large 2x2 areas on a {side}x{side} grid, checked in list order (outside or overlap with an earlier good one = not allowed) -> {goal}",
            f"Write a function that checks a list of large areas. The world has {side}x{side} areas, numbered row by row from 0 to {side * side - 1}. A large area covers the area of its number, the one right of it and the two below. It is not allowed if one of these is not in the world (rows do not wrap) or covered by a large area that came earlier in the list and was allowed. Return {goal}.",
            f"Users can mark areas as large in my overworld editor. Given the marked ones (upper left corners, on a grid of {side} columns and {side} rows), go through them in order: one that leaves the grid or shares an area with an accepted one before it is not allowed. I need {goal}.",
        ),
    )


def spread_area_setting(rng: random.Random) -> Made:
    side = rng.choice((8, 4))
    wanted = rng.choice(("spread", "wrong"))
    if wanted == "spread":
        body = "std::vector<uint8_t> result;\nfor (uint8_t parent : parents) result.push_back(settings[parent]);\nreturn result;"
    else:
        body = "std::vector<int> result;\nfor (size_t area = 0; area < parents.size(); ++area)\n  if (settings[area] != settings[parents[area]]) result.push_back(area);\nreturn result;"

    def oracle(parents: list[int], settings: list[int]) -> list[int]:
        families: dict[int, list[int]] = {}
        for area, parent in enumerate(parents):
            families.setdefault(parent, []).append(area)
        out = list(settings)
        for parent, members in families.items():
            for one in members:
                out[one] = settings[parent]
        return out if wanted == "spread" else [i for i, one in enumerate(out) if one != settings[i]]

    def given(r: random.Random) -> list[bytes]:
        parents = _parents(r, side, 6)
        settings = bytearray(r.choice((1, 2, 0x2F)) for _ in parents)
        for area, parent in enumerate(parents):
            if r.random() < 0.6:
                settings[area] = settings[parent]
        return [bytes(parents), bytes(settings)]

    goal = (
        "the settings with every area having the value of its parent"
        if wanted == "spread"
        else "the areas whose setting differs from that of their parent, ascending"
    )
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'spread' else 'std::vector<int>'} @f({BYTES} parents, {BYTES} settings)",
        body,
        oracle,
        given,
        (
            f"A byte per area (graphics, palette, music): return {goal}. parents[n] is area n's parent.",
            f"parents[], settings[] (same length) -> {goal}",
            f"Write a function for the properties of overworld areas. The four parts of a large area should have equal settings. `settings` has a byte for each area and `parents` the number of its parent, which is the area itself if it is small. Return {goal}; parents' own bytes are what counts. Both lists are equally long, and every parent is in them.",
            f"My overworld has the palette number of each area in a table, but parts of large areas should follow their parent. With the table of parents (one for every area, itself for small ones and for the parents) I want {goal}.",
        ),
    )


def grid_name_of_area(rng: random.Random) -> Made:
    letters_first = rng.random() < 0.6
    parse = rng.random() < 0.5
    start = rng.choice((0, 1))
    letters_columns = rng.random() < 0.6
    column_char, row_char = "'A' + area % 8", f"'{start}' + area / 8"
    if not letters_columns:
        column_char, row_char = "'A' + area / 8", f"'{start}' + area % 8"
    pair = (column_char, row_char) if letters_first else (row_char, column_char)
    if parse:
        letter, digit = ("name[0]", "name[1]") if letters_first else ("name[1]", "name[0]")
        join = "second * 8 + first" if letters_columns else "first * 8 + second"
        body = f"if (name.size() != 2) return -1;\nconst int first = std::toupper({letter}) - 'A', second = {digit} - '{start}';\nif (first < 0 || first > 7 || second < 0 || second > 7) return -1;\nreturn {join};"
    else:
        body = f'if (area < 0 || area > 63) return "";\nreturn {{char({pair[0]}), char({pair[1]})}};'

    names = []
    for area in range(64):
        letter_at, digit_at = (area % 8, area // 8) if letters_columns else (area // 8, area % 8)
        name = "ABCDEFGH"[letter_at], str(start + digit_at)
        names.append("".join(name if letters_first else name[::-1]))

    def oracle(given: object) -> object:
        if parse:
            text = str(given).upper()
            return names.index(text) if text in names else -1
        area = int(str(given))
        return names[area] if area in range(64) else ""

    def given(r: random.Random) -> list[object]:
        area = r.choice((0, 7, 56, 63, r.randrange(64)))
        if not parse:
            return [r.choice((area, area, area, 64, -1))]
        return [
            r.choice(
                (
                    names[area],
                    names[area].lower(),
                    names[area],
                    names[area] + "1",
                    "",
                    "I1",
                    "A9",
                    "1",
                    names[area][::-1],
                )
            )
        ]

    what = (
        "columns are letters A to H and rows digits"
        if letters_columns
        else "rows are letters A to H and columns digits"
    )
    order = "letter first" if letters_first else "digit first"
    sample = f"area 10 is {names[10]}"
    goal = (
        "returns the number of the area with a name; the letter may be small, and anything that is no name of an area gives -1"
        if parse
        else "returns the name of an area number; an empty string if it is not from 0 to 63"
    )
    return Made(
        "int @f(const std::string& name)" if parse else "std::string @f(int area)",
        body,
        oracle,
        given,
        (
            f"Chess-like names for an 8x8 overworld ({what} from {start} on, {order}: {sample}): a function that {goal}.",
            f"area number <-> name, here: it {goal}. {what}, {start} to {start + 7}; {order}; {sample}",
            f"Write a function that {goal}. The world has 8 rows of 8 areas, numbered row by row from 0. A name has two characters, {order}: {what} from {start} to {start + 7}, so {sample}.",
            f"People in my forum speak of areas as on a chess board, {sample} ({what} from {start}; {order}; numbers run along the rows of 8). I need a function that {goal}.",
        ),
    )


def decode_map_position(rng: random.Random) -> Made:
    wide = rng.choice((64, 32))
    encode = rng.random() < 0.5
    unit = rng.choice(("pixels", "tiles"))
    scale = 16 if unit == "pixels" else 1
    row = 2 * wide
    if encode:
        body = (
            f"const int column = (x - area % 8 * 512) / 16, row = (y - area / 8 * 512) / 16;\nif (x < area % 8 * 512 || y < area / 8 * 512 || column >= {wide} || row >= {wide}) return -1;\nreturn row * {row} + column * 2;"
            if unit == "pixels"
            else f"const int column = x - area % 8 * 32, row = y - area / 8 * 32;\nif (column < 0 || row < 0 || column >= {wide} || row >= {wide}) return -1;\nreturn row * {row} + column * 2;"
        )
    else:
        times = " * 16" if unit == "pixels" else ""
        base = 512 if unit == "pixels" else 32
        body = f"return {{area % 8 * {base} + offset % {row} / 2{times}, area / 8 * {base} + offset / {row}{times}}};"

    def oracle(area: int, *rest: int) -> object:
        left, top = area % 8 * 32, area // 8 * 32
        if not encode:
            words = rest[0] // 2
            return [(left + words % wide) * scale, (top + words // wide) * scale]
        column, line = rest[0] // scale - left, rest[1] // scale - top
        if column not in range(wide) or line not in range(wide):
            return -1
        return 2 * (line * wide + column)

    def given(r: random.Random) -> list[int]:
        area = r.randrange(64)
        if not encode:
            return [area, 2 * r.choice((0, wide - 1, wide, r.randrange(wide * wide))) + r.choice((0, 0, 1))]
        x, y = (r.choice((-1, 0, 5, wide - 1, wide, r.randrange(wide))) for _ in range(2))
        more = r.randrange(scale)
        return [area, max(0, (area % 8 * 32 + x) * scale + more), max(0, (area // 8 * 32 + y) * scale + more)]

    place = "world pixel" if unit == "pixels" else "world tile (16x16 pixels)"
    goal = (
        f"return the byte offset in the area's map of the tile16 at {place} (x, y), or -1 if that is not in the map"
        if encode
        else f"return the {place} {{x, y}} {'of the upper left corner ' if unit == 'pixels' else ''}of the tile16 at byte offset `offset` in the area's map (an odd offset means the word it lies in)"
    )
    return Made(
        "int @f(int area, int x, int y)" if encode else "std::array<int, 2> @f(int area, int offset)",
        body,
        oracle,
        given,
        (
            f"Overworld positions: {goal}. {wide}x{wide} tile16 words an area map, 8 areas (32 tile16s each) a row in the world.",
            f"{goal[0].upper() + goal[1:]}; map of {wide} words a row, {wide} rows, area n at column n % 8, row n / 8 of 512-pixel fields",
            f"Write a function for the positions that entrances and items of an overworld have: {goal}. The map in memory has {wide} rows of {wide} words (tile16s of 16x16 pixels), and its upper left corner is that of area `area`: areas are 512 pixels (32 tiles) apart and numbered along rows of 8. No coordinate is negative.",
            f"Entrances are stored by the place of their tile in the map buffer ({wide}x{wide} words, row by row). I have to {goal}. Area numbers run in rows of 8, an area begins every 32 tiles of 16 pixels.",
        ),
    )


def apply_overlay(rng: random.Random) -> Made:
    order = rng.choice(("tile", "offset"))
    end = 0xFFFF
    wide = rng.choice((32, 64))
    report = rng.random() < 0.5
    t, o = (0, 2) if order == "tile" else (2, 0)
    body = cpp(
        """
        @head
        for (size_t at = 0; at + 1 < data.size(); at += 4) {
          const int first = data[at] | data[at + 1] << 8;
          if (first == 0xFFFF || at + 3 >= data.size()) break;
          const int second = data[at + 2] | data[at + 3] << 8;
          if (@offset / 2 >= map.size()) continue;
          map[@offset / 2] = @tile;
          @count
        }
        @final
        """,
        head="int changed = 0;" if report else "",
        offset="first" if o == 0 else "second",
        tile="second" if o == 0 else "first",
        count="++changed;" if report else "",
        final="return changed;" if report else "",
    )
    body = "\n".join(line for line in body.split("\n") if line.strip())

    def oracle(cells: list[int], data: list[int]) -> object:
        raw = bytes(data)
        written = 0
        while len(raw) >= 4 and raw[:2] != end.to_bytes(2, "little"):
            pair = [int.from_bytes(raw[i : i + 2], "little") for i in (t, o)]
            if pair[1] // 2 < len(cells):
                cells[pair[1] // 2] = pair[0]
                written += 1
            raw = raw[4:]
        return written if report else None

    def given(r: random.Random) -> list[object]:
        cells = [0] * (wide * 2)
        out = b""
        for _ in range(r.randrange(6)):
            words = (r.randrange(0x1000), 2 * r.randrange(wide * 2 + 3))
            out += b"".join(one.to_bytes(2, "little") for one in (words if order == "tile" else words[::-1]))
        return [cells, out + r.choice((b"\xff\xff", b"\xff\xff\x01\x02\x03\x04", b"", b"\x01\x00", b"\x01"))]

    entry = "tile word, byte offset" if order == "tile" else "byte offset, tile word"
    told = " Return how many tiles were written." if report else ""
    return Made(
        f"{'int' if report else 'void'} @f({WORD_BUFFER} map, {BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Put an overlay on the tile16 map: entries [{entry}] (words, low byte first), FFFF in place of an entry's first word ends. Skip offsets beyond the map.{told}",
            f"overlay: ({entry})* until $FFFF or the data is short; map[offset / 2] = tile, offsets past the map are skipped.{told}",
            f"Write a function that draws an overlay, the changed state of an area, over its map of tile16 words. An entry of the overlay has two little-endian words: {entry}. The offset counts bytes in the map, so two a tile. The word 0xFFFF where an entry would begin is the end, and so is the end of the data (an incomplete entry is not used). An entry beyond the map is skipped.{told}",
            f"When the player drains the swamp, the game changes some tiles by a list of entries, each {entry} (16 bits, low byte first; offset = 2 * index in the map). The list closes with FF FF at an entry's start, or else with its last whole entry. Apply it to `map` and skip what's not on it.{told}",
        ),
    )


def overlay_of_changes(rng: random.Random) -> Made:
    order = rng.choice(("tile", "offset"))
    base = rng.choice((0, 0x2000))
    most = rng.choice((0, 3))
    value = "now[i]" if order == "tile" else f"{f'{hexadecimal(base)} + ' if base else ''}i * 2"
    other = f"{f'{hexadecimal(base)} + ' if base else ''}i * 2" if order == "tile" else "now[i]"
    limit = f"\n    if (words.size() == {2 * most}) return {{}};" if most else ""
    body = f"std::vector<uint16_t> words;\nfor (size_t i = 0; i < now.size(); ++i)\n  if (now[i] != old[i]) {{{limit}\n    words.push_back({value});\n    words.push_back({other});\n  }}\nwords.push_back(0xFFFF);\nreturn words;"

    def oracle(old: list[int], now: list[int]) -> list[int]:
        hits = [(base + 2 * i, b) for i, (a, b) in enumerate(zip(old, now, strict=True)) if a != b]
        if most and len(hits) > most:
            return []
        return [x for hit in hits for x in (hit if order == "offset" else hit[::-1])] + [0xFFFF]

    def given(r: random.Random) -> list[object]:
        old = [r.randrange(4) for _ in range(r.choice((0, 4, 9, 16)))]
        now = [one if r.random() < 0.75 else r.randrange(0x200) for one in old]
        return [old, now]

    entry = "the new tile, then its address" if order == "tile" else "its address, then the new tile"
    where = f"{hexadecimal(base)} plus twice the index" if base else "twice the index"
    limited = f" An overlay has room for {most} tiles; if more differ, return an empty list." if most else ""
    return Made(
        f"std::vector<uint16_t> @f({WORDS} old, {WORDS} now)",
        body,
        oracle,
        given,
        (
            f"Make an overlay from two versions of an area's map: two words for each changed tile16, {entry} ({where}), ascending, 0xFFFF at the end.{limited}",
            f"diff(old, now) -> for every differing cell {entry} = {where}; closing $FFFF (even if nothing differs).{limited}",
            f"Write a function that creates the list by which a game changes an area. `old` and `now` are tile16 maps of equal size. For every cell that differs, in order, the list has two words: {entry}, which is {where} of the cell. Behind the last one comes 0xFFFF.{limited}",
            f'The user edits the "after the event" state of a map, and the ROM needs only the differences. Write {entry} for each tile that differs (the address is {where}), from the map\'s beginning to its end, then 0xFFFF.{limited}',
        ),
    )


def twin_area(rng: random.Random) -> Made:
    worlds = rng.choice(("two", "list"))
    special = rng.choice(("same", "none"))
    other = "area" if special == "same" else "-1"
    one = f"return area < 0x80 ? area ^ 0x40 : {other};"
    if worlds == "two":
        body = f"if (area < 0 || area > 0x9F) return -1;\n{one}"
        signature = "int @f(int area)"
    else:
        body = "std::vector<int> result;\nfor (uint8_t area : areas) {\n  if (area >= 0x80 || std::find(areas.begin(), areas.end(), area ^ 0x40) != areas.end()) continue;\n  result.push_back(area);\n}\nreturn result;"
        signature = f"std::vector<int> @f({BYTES} areas)"

    def oracle(given: object) -> object:
        if isinstance(given, list):
            light = {one for one in given if one < 0x40}
            dark = {one - 0x40 for one in given if 0x40 <= one < 0x80}
            lone = light ^ dark
            return [one for one in given if one < 0x80 and one % 0x40 in lone]
        area = int(str(given))
        if area in range(0x40):
            return area + 0x40
        if area in range(0x40, 0x80):
            return area - 0x40
        return area if special == "same" and area in range(0x80, 0xA0) else -1

    def given(r: random.Random) -> list[object]:
        def area(r: random.Random) -> int:
            return r.choice((0, 0x3F, 0x40, 0x7F, 0x80, 0x1B, 0x5B, r.randrange(0xA0)))

        if worlds == "two":
            return [r.choice((area(r), area(r), area(r), -1, 0xA0))]
        some = [area(r) for _ in range(r.randrange(8))]
        return [bytes(some + [one ^ 0x40 for one in some if one < 0x80 and r.random() < 0.4])]

    beyond = (
        "a special area (0x80 to 0x9F) is its own counterpart"
        if special == "same"
        else "special areas (0x80 to 0x9F) have none: -1"
    )
    if worlds == "two":
        asks = (
            f"Light/dark world counterpart of an overworld area (0x00-0x3F light, 0x40-0x7F dark, same order); {beyond}; not 0 to 0x9F: -1.",
            f"mirror(area): light 00-3F <-> dark 40-7F; {beyond}; any other number -1",
            f"Write a function that returns where the magic mirror takes the player: areas 0x00 to 0x3F are the light world and 0x40 to 0x7F the dark one, laid out alike; {beyond}. Numbers below 0 or above 0x9F give -1.",
            f'My editor has a button "show in the other world". For an area of the light world (0 to 0x3F) return the one at the same place of the dark world (from 0x40 on) and the other way round; {beyond}; numbers that are no area at all (negative, from 0xA0 on) give -1.',
        )
    else:
        asks = (
            "Which areas in my list lack their counterpart in the other world (0x00-0x3F light, 0x40-0x7F dark, same order)? Keep the list's order and repetitions; ignore 0x80 and up.",
            "light 00-3F / dark 40-7F: return the entries of `areas` below $80 whose twin (same place, other world) isn't in the list, in order",
            "Write a function that checks a list of edited areas. Areas 0x00 to 0x3F are the light world and 0x40 to 0x7F the dark world with the same layout. Return those entries below 0x80, in the order of the list and as often as they occur there, whose counterpart in the other world does not occur in the list at all.",
            "When I change an area I usually have to change its twin in the other world too (light world: 0 to 0x3F; dark world: 0x40 more). From the list of changed areas give me those without the twin in the list; order and repeats as in the list, special areas (0x80 and above) left out.",
        )
    return Made(signature, body, oracle, given, asks)


def side_that_was_left(rng: random.Random) -> Made:
    codes = rng.choice(((1, 2, 4, 8), (0, 1, 2, 3), (8, 4, 2, 1)))
    size = rng.choice((512, 256))
    masked = codes != (0, 1, 2, 3)
    none = 0 if masked else -1
    lines = ("y < top", "y >= top + size", "x < left", "x >= left + size")
    tests = "\n".join(
        f"if ({test}) {'mask |= ' + str(code) + ';' if masked else 'return ' + str(code) + ';'}"
        for test, code in zip(lines, codes, strict=True)
    )
    body = f"const int size = large ? {2 * size} : {size};\nconst int left = area % 8 * {size}, top = area / 8 * {size};\n{'int mask = 0;' if masked else ''}\n{tests}\nreturn {'mask' if masked else '-1'};".replace(
        "\n\n", "\n"
    )

    def oracle(area: int, large: bool, x: int, y: int) -> int:
        columns = range(area % 8, area % 8 + 1 + large)
        rows = range(area // 8, area // 8 + 1 + large)
        column, row = x // size, y // size
        states = (row < rows[0], row > rows[-1], column < columns[0], column > columns[-1])
        hit = [code for code, state in zip(codes, states, strict=True) if state]
        return sum(hit) if masked else next(iter(hit), none)

    def given(r: random.Random) -> list[object]:
        area, large = r.randrange(64), r.random() < 0.5
        span = size * (2 if large else 1)
        x, y = (r.choice((-1, 0, 7, span - 1, span, size)) for _ in range(2))
        return [area, large, area % 8 * size + x, area // 8 * size + y]

    names = ", ".join(f"{code} {name}" for code, name in zip(codes, ("top", "bottom", "left", "right"), strict=True))
    goal = (
        f"the sides that it is beyond, added up ({names}; 0 inside)"
        if masked
        else f"the side that it is beyond ({names}; -1 inside; top and bottom go before left and right)"
    )
    return Made(
        "int @f(int area, bool large, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Has the player left the area? For world pixel (x, y) return {goal}. {size}-pixel areas, 8 a row; large ones are twice as wide and high.",
            f"area bounds check, area n at (n % 8 * {size}, n / 8 * {size}), side {size} or {2 * size} if large -> {goal}",
            f"Write a function that tells where a position lies relative to an overworld area. Area `area` begins at column area % 8 and row area / 8 of a grid of {size}-pixel fields and is {size} pixels wide and high, a large one {2 * size}. For the world pixel (x, y) return {goal}. The first pixel right of or below the area no longer belongs to it.",
            f"A screen transition starts when the player's pixel (x, y) in the world is outside the present area. I need {goal}. Areas lie on a grid of 8 columns, {size} pixels a field; if `large`, the area takes 2x2 fields from its own one to the right and down.",
        ),
    )


def distance_of_areas(rng: random.Random) -> Made:
    side = rng.choice((8, 4))
    wrap = rng.random() < 0.5
    metric = rng.choice(("sum", "max"))
    nearest = rng.random() < 0.5
    join = "dx + dy" if metric == "sum" else "std::max(dx, dy)"
    wrapped = f"\n@dx = std::min(dx, {side} - dx);\n@dy = std::min(dy, {side} - dy);".replace("@", "") if wrap else ""
    core = f"int dx = std::abs(@a % {side} - @b % {side}), dy = std::abs(@a / {side} - @b / {side});{wrapped}"
    if nearest:
        inner = core.replace("@a", "from").replace("@b", "area").replace("\n", "\n  ")
        body = f"int best = -1, least = 0;\nfor (uint8_t area : areas) {{\n  {inner}\n  if (best < 0 || {join} < least) {{\n    least = {join};\n    best = area;\n  }}\n}}\nreturn best;"
    else:
        body = core.replace("@a", "from").replace("@b", "to") + f"\nreturn {join};"

    def far(a: int, b: int) -> int:
        tries = []
        for shift_x in (-side, 0, side) if wrap else (0,):
            for shift_y in (-side, 0, side) if wrap else (0,):
                parts = abs(a % side - b % side + shift_x), abs(a // side - b // side + shift_y)
                tries.append(sum(parts) if metric == "sum" else max(parts))
        return min(tries)

    def oracle(start: int, other: object) -> int:
        if isinstance(other, list):
            return min(other, key=lambda one: far(start, one), default=-1)
        return far(start, int(str(other)))

    def given(r: random.Random) -> list[object]:
        total = side * side
        if nearest:
            return [r.randrange(total), bytes(r.randrange(total) for _ in range(r.choice((0, 1, 3, 5))))]
        return [r.randrange(total), r.randrange(total)]

    moves = "up, down, left or right" if metric == "sum" else "in any of eight directions (diagonals count as one step)"
    edge = "the world wraps at its borders" if wrap else "the world does not wrap"
    goal = (
        "the area of the list that is the fewest steps away from area `from` (the first of several; -1 if the list is empty)"
        if nearest
        else "how many steps it is from area `from` to area `to`"
    )
    return Made(
        f"int @f(int from, {f'{BYTES} areas' if nearest else 'int to'})",
        body,
        oracle,
        given,
        (
            f"{side}x{side} overworld, a step is to the next area {moves}, {edge}: return {goal}.",
            f"area distance on a {side}x{side} grid (steps {moves}; {edge}): {goal}",
            f"Write a function that returns {goal}. Areas are numbered along {side} rows of {side}; a step goes to a neighbouring area {moves}, and {edge}.",
            f"{'Where is the nearest flute spot?' if nearest else 'How far do players walk?'} With areas in {side} rows of {side} (numbers row by row from 0) I want {goal}. One step leads {moves}; {edge}.",
        ),
    )


RECIPES = (
    parent_table,
    next_area,
    camera_range_of_area,
    areas_under_rectangle,
    check_large_areas,
    spread_area_setting,
    grid_name_of_area,
    decode_map_position,
    apply_overlay,
    overlay_of_changes,
    twin_area,
    side_that_was_left,
    distance_of_areas,
)
