"""Backgrounds of several 32x32 screens: places, copies, parts for DMA, what is visible, which screens differ or repeat."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"
_SIZES = ((64, 32), (32, 64), (64, 64))
_ORDER = {
    (64, 32): "the left screen, then the right one",
    (32, 64): "the upper screen, then the lower one",
    (64, 64): "upper left, upper right, lower left, lower right screen",
}


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _spots(wide: int, tall: int) -> list[tuple[int, int]]:
    """Where the cells of a map lie, in the order in which VRAM has them."""
    return [
        (left + x, top + y)
        for top in range(0, tall, 32)
        for left in range(0, wide, 32)
        for y in range(32)
        for x in range(32)
    ]


def _index(x: str, y: str, wide: int, tall: int) -> str:
    """The C++ expression for the place of a cell that lies on the map."""
    parts = [f"{y} % 32 * 32 + {x} % 32"]
    if wide == 64:
        parts.append(f"{x} / 32 * 1024")
    if tall == 64:
        parts.append(f"{y} / 32 * {2048 if wide == 64 else 1024}")
    return " + ".join(parts)


def _sparse(r: random.Random, size: int, blank: int = 0, count: int = 6) -> list[int]:
    cells = [blank] * size
    for _ in range(r.randrange(count)):
        cells[r.randrange(size)] = r.getrandbits(16)
    return cells


def cell_of_screen_index(rng: random.Random) -> Made:
    wide, tall = rng.choice(_SIZES)
    pixels = rng.random() < 0.4
    base = rng.random() < 0.5
    times = " * 8" if pixels else ""
    place = "(address - base)" if base else "index"
    x = {
        (64, 32): "place % 32 + place / 1024 * 32",
        (32, 64): "place % 32",
        (64, 64): "place % 32 + place / 1024 % 2 * 32",
    }
    y = {(64, 32): "place / 32 % 32", (32, 64): "place / 32", (64, 64): "place / 32 % 32 + place / 2048 * 32"}
    first = (
        f"const int place = address - base;\nif (place < 0 || place >= {wide * tall}) return {{-1, -1}};"
        if base
        else "const int place = index;"
    )
    xs, ys = x[wide, tall], y[wide, tall]
    body = f"{first}\nreturn {{{f'({xs}){times}' if times else xs}, {f'({ys}){times}' if times else ys}}};"
    del place

    def oracle(index: int, base_: int = 0) -> list[int]:
        spots = _spots(wide, tall)
        if not 0 <= index - base_ < len(spots):
            return [-1, -1]
        return [one * (8 if pixels else 1) for one in spots[index - base_]]

    def given(r: random.Random) -> list[int]:
        index = r.choice((0, 31, 32, 1023, 1024, wide * tall - 1, r.randrange(wide * tall)))
        start = r.choice((0, 0x400, 0x1000, 0x5800))
        return [start + r.choice((index, index, -1, wide * tall)), start] if base else [index]

    what = "the pixel position of its upper left corner" if pixels else "its column and row"
    which = (
        "the cell at VRAM word address `address`, where the map starts at word address `base`"
        if base
        else "the map entry with number `index`"
    )
    beyond = " An address outside of the map gives {-1, -1}." if base else ""
    return Made(
        f"std::array<int, 2> @f({'int address, int base' if base else 'int index'})",
        body,
        oracle,
        given,
        (
            f"{wide}x{tall} BG map: for {which}, give me {what} {{x, y}}.{beyond}",
            f"inverse of the {wide}x{tall} tilemap addressing, {which} -> {what} {{x, y}}.{beyond}",
            f"My VRAM viewer shows which cell of the background an entry belongs to. The map has {wide}x{tall} tiles of 8x8 pixels and consists of 32x32 screens, {_ORDER[wide, tall]}, each row by row, one word a cell. For {which} return {what} as {{x, y}}.{beyond}",
            f"Write a function that converts a place in memory back to a place on the background: for {which} it returns {what}, x first. The background is {wide} tiles wide and {tall} high, made of 1024-word screens in the order {_ORDER[wide, tall]}; tiles have 8x8 pixels.{beyond}",
        ),
    )


def cells_of_wrapped_rectangle(rng: random.Random) -> Made:
    wide, tall = rng.choice(_SIZES)
    write = rng.random() < 0.5
    index = _index("u", "v", wide, tall)
    body = cpp(
        """
        @head
        for (int y = 0; y < h; ++y)
          for (int x = 0; x < w; ++x) {
            const int u = (left + x) % @wide, v = (top + y) % @tall;
            @step
          }
        @final
        """,
        head="" if write else "std::vector<uint16_t> result;",
        wide=wide,
        tall=tall,
        step=f"map[{index}] = word;" if write else f"result.push_back(map[{index}]);",
        final="" if write else "return result;",
    ).strip("\n")

    def oracle(cells: list[int], left: int, top: int, w: int, h: int, word: int = 0) -> object:
        where = {spot: i for i, spot in enumerate(_spots(wide, tall))}
        places = [where[x % wide, y % tall] for y in range(top, top + h) for x in range(left, left + w)]
        if not write:
            return [cells[i] for i in places]
        for i in places:
            cells[i] = word
        return None

    def given(r: random.Random) -> list[object]:
        w, h = r.randrange(4), r.randrange(1, 4)
        left, top = r.choice((0, 30, wide - 1, r.randrange(wide))), r.choice((0, 30, tall - 2, r.randrange(tall)))
        cells = _sparse(r, wide * tall, 0, 3)
        where = {spot: i for i, spot in enumerate(_spots(wide, tall))}
        for dy in range(h):
            for dx in range(w):
                cells[where[(left + dx) % wide, (top + dy) % tall]] = r.getrandbits(16)
        return [cells, left, top, w, h, *([r.getrandbits(16)] if write else [])]

    goal = "sets every cell of a rectangle to `word`" if write else "returns the words of a rectangle row by row"
    return Made(
        f"{'void' if write else 'std::vector<uint16_t>'} @f({WORD_BUFFER if write else WORDS} map, int left, int top, int w, int h{', uint16_t word' if write else ''})",
        body,
        oracle,
        given,
        (
            f"A function that {goal} on a {wide}x{tall} background in VRAM order, wrapping at its edges like the hardware.",
            f"{wide}x{tall} tilemap (32x32 screens), rect (left, top, w, h) with wraparound: it {goal}",
            f"Write a function that {goal}. The background of {wide}x{tall} cells is stored as on the console: 32x32 screens of 1024 words, {_ORDER[wide, tall]}. The rectangle has w columns and h rows from cell (left, top), which lies on the map; beyond the right or lower edge it goes on at the opposite one.",
            f"In my map editor a selection may run over the seam of the background. I need a function that {goal}: w by h cells from (left, top), modulo {wide} and {tall}. `map` holds the 32x32 screens one behind the other ({_ORDER[wide, tall]}). The corner is on the map, w and h are never negative.",
        ),
    )


def changed_screens(rng: random.Random) -> Made:
    most = rng.choice((2, 4))
    mask = rng.choice((0xFFFF, 0x3FF, 0xDFFF))
    wanted = rng.choice(("mask", "list", "counts"))
    test = "old[i] != now[i]" if mask == 0xFFFF else f"(old[i] ^ now[i]) & {hexadecimal(mask)}"
    head, step, final = {
        "mask": ("int result = 0;", "result |= 1 << i / 1024;", "return result;"),
        "list": (
            "std::set<int> found;",
            "found.insert(i / 1024);",
            "return std::vector<int>(found.begin(), found.end());",
        ),
        "counts": ("std::vector<int> result(now.size() / 1024);", "++result[i / 1024];", "return result;"),
    }[wanted]
    body = f"{head}\nfor (size_t i = 0; i < now.size(); ++i)\n  if ({test}) {step}\n{final}"

    def oracle(old: list[int], now: list[int]) -> object:
        screens = range(len(now) // 1024)
        counts = [
            sum(a & mask != b & mask for a, b in zip(old[1024 * s : 1024 * s + 1024], now[1024 * s :], strict=False))
            for s in screens
        ]
        hit = [s for s in screens if counts[s]]
        return {"mask": sum(1 << s for s in hit), "list": hit, "counts": counts}[wanted]

    def given(r: random.Random) -> list[object]:
        size = 1024 * r.randrange(1, most + 1)
        old = _sparse(r, size)
        now = list(old)
        for _ in range(r.randrange(4)):
            now[r.choice((0, 1023, size - 1, size - 1024, r.randrange(size)))] ^= r.choice((1, 0x2000, 0x8000, 0x400))
        return [old, now]

    rule = {
        0xFFFF: "any bit of a word counts",
        0x3FF: "only the tile numbers count",
        0xDFFF: "a change of nothing but the priority does not count",
    }[mask]
    goal = {
        "mask": "a mask of the screens with a difference (bit n for the n-th 1024 words, from 0)",
        "list": "the numbers of the screens with a difference, ascending",
        "counts": "for each screen how many of its cells differ",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'mask' else 'std::vector<int>'} @f({WORDS} old, {WORDS} now)",
        body,
        oracle,
        given,
        (
            f"Which 32x32 screens of the background must be uploaded again? Compare old and now: {goal}; {rule}.",
            f"per-screen tilemap diff (1024 words a screen): {goal}; {rule}",
            f"Write a function that compares two versions of a background, of equal size, made of whole 32x32 screens one behind the other. It returns {goal}, where {rule}. Words: vhopppcc cccccccc.",
            f"After an edit I only want to write the screens that changed. `old` and `now` are up to {most} screens of 1024 tilemap words each, equally many. Give me {goal}; {rule} (tile: bits 0-9, priority: bit 13).",
        ),
    )


def move_screen_contents(rng: random.Random) -> Made:
    how = rng.choice(("copy", "swap", "move"))
    blank = rng.choice((0, 0x3FF, 0x2000))
    body = {
        "copy": "std::copy_n(map.begin() + from * 1024, 1024, map.begin() + to * 1024);",
        "swap": "std::swap_ranges(map.begin() + from * 1024, map.begin() + from * 1024 + 1024, map.begin() + to * 1024);",
        "move": f"std::copy_n(map.begin() + from * 1024, 1024, map.begin() + to * 1024);\nstd::fill_n(map.begin() + from * 1024, 1024, {hexadecimal(blank)});",
    }[how]
    guard = "if (from == to || (from + 1) * 1024 > map.size() || (to + 1) * 1024 > map.size()) return false;"
    body = f"{guard}\n{body}\nreturn true;"

    def oracle(cells: list[int], source: int, to: int) -> bool:
        screens = [cells[i : i + 1024] for i in range(0, len(cells), 1024) if i + 1024 <= len(cells)]
        if source == to or max(source, to) >= len(screens):
            return False
        a, b = screens[source], screens[to]
        screens[to] = a
        screens[source] = {"copy": a, "swap": b, "move": [blank] * 1024}[how]
        cells[:] = [one for screen in screens for one in screen] + cells[1024 * len(screens) :]
        return True

    def given(r: random.Random) -> list[object]:
        size = 1024 * r.choice((1, 2, 4, 4)) + r.choice((0, 0, 7))
        return [_sparse(r, size, 1, 9), r.randrange(5), r.randrange(4)]

    goal = {
        "copy": "copy screen `from` over screen `to`",
        "swap": "exchange the screens `from` and `to`",
        "move": f"move screen `from` to `to` and leave {hexadecimal(blank)} in all cells where it was",
    }[how]
    fail = "return false and change nothing if they are the same screen or one is not wholly on the map, else true"
    return Made(
        f"bool @f({WORD_BUFFER} map, size_t from, size_t to)",
        body,
        oracle,
        given,
        (
            f"Background made of 32x32 screens, in VRAM order: {goal}; {fail}.",
            f"{goal} (1024 words per screen, numbers from 0); {fail}",
            f"Write a function for the screen menu of my background editor. `map` has the screens of 32x32 words one behind the other, numbered from 0. It should {goal}, and {fail}.",
            f"I'd like to rearrange a big tilemap screen by screen: {goal}. A screen is 1024 words, screen n starts at word 1024 * n. Please {fail}.",
        ),
    )


def row_pieces_for_dma(rng: random.Random) -> Made:
    wide = rng.choice((32, 64, 64))
    tall = rng.choice((32, 64))
    byte = rng.random() < 0.4
    unit = 2 if byte else 1
    index = _index("u", "y", wide, tall)
    body = cpp(
        """
        std::vector<int> pieces;
        int u = x;
        while (count > 0) {
          const int length = std::min(count, 32 - u % 32);
          pieces.insert(pieces.end(), {base + @place, @size});
          count -= length;
          u = (u + length) % @wide;
        }
        return pieces;
        """,
        place=index,
        size="length * 2" if byte else "length",
        wide=wide,
    )

    def oracle(base: int, x: int, y: int, count: int) -> list[int]:
        where = {spot: i for i, spot in enumerate(_spots(wide, tall))}
        out: list[int] = []
        for i in range(count):
            place = base + where[(x + i) % wide, y]
            if out and (x + i) % 32:
                out[-1] += unit
            else:
                out += [place, unit]
        return out

    def given(r: random.Random) -> list[int]:
        return [
            r.choice((0, 0x400, 0x1800, 0x5000)),
            r.choice((0, 31, wide - 1, r.randrange(wide))),
            r.choice((0, 31, tall - 1, r.randrange(tall))),
            r.choice((0, 1, 5, 32, 33, wide)),
        ]

    size = "the number of bytes (2 a cell)" if byte else "the number of cells"
    return Made(
        "std::vector<int> @f(int base, int x, int y, int count)",
        body,
        oracle,
        given,
        (
            f"Split a horizontal run of cells on a {wide}x{tall} background into pieces for DMA, as [VRAM word address, {size}]... flat. A piece ends at each screen border, x wraps at {wide}.",
            f"row upload, {wide}x{tall} BG at word address base, cells x..x+count-1 of row y (mod {wide}): flat pairs of word address and {size}, cut at every multiple of 32",
            f"Write a function that plans the upload of a row strip. The background has {wide}x{tall} cells in 32x32 screens ({_ORDER.get((wide, tall), 'just one screen')}) and starts at VRAM word address `base`, one word a cell. `count` cells (0 to {wide}) go to row y from column x on; after column {wide - 1} comes column 0. Return for each piece the word address and {size}. A new piece starts whenever the column is a multiple of 32.",
            f"While scrolling I write a row of `count` tiles (0 to {wide}) from cell (x, y) on; (x, y) is on the map of {wide}x{tall} cells at VRAM word address `base` and the columns wrap. As each screen has 32 columns, the run must be cut before every column that's divisible by 32. I want a flat list: word address of a piece, then {size}, and so on.",
        ),
    )


def screens_in_view(rng: random.Random) -> Made:
    wide, tall = rng.choice(_SIZES)
    high = rng.choice((224, 239, 240))
    mask = rng.random() < 0.5
    across, down = wide // 32, tall // 32
    number = f"y / 256 % {down} * {across} + x / 256 % {across}"
    body = cpp(
        """
        std::set<int> seen;
        for (int y : {scrollY, scrollY + @last})
          for (int x : {scrollX, scrollX + 255}) seen.insert(@number);
        @final
        """,
        last=high - 1,
        number=number,
        final="int mask = 0;\nfor (int one : seen) mask |= 1 << one;\nreturn mask;"
        if mask
        else "return std::vector<int>(seen.begin(), seen.end());",
    )

    def oracle(x: int, y: int) -> object:
        columns = {(x + i) % (wide * 8) // 256 for i in range(256)}
        rows = {(y + i) % (tall * 8) // 256 for i in range(high)}
        found = sorted({row * across + column for row in rows for column in columns})
        return sum(1 << one for one in found) if mask else found

    def given(r: random.Random) -> list[int]:
        return [
            r.choice((0, 1, 256, 255, 511, r.randrange(1024))),
            r.choice((0, 256 - high, 257 - high, 256, 511, r.randrange(1024))),
        ]

    goal = (
        "a mask of the screens that it touches (bit n for screen n)"
        if mask
        else "the numbers of the screens that it touches, ascending"
    )
    return Made(
        f"{'int' if mask else 'std::vector<int>'} @f(int scrollX, int scrollY)",
        body,
        oracle,
        given,
        (
            f"Camera at (scrollX, scrollY), 256x{high} pixels, on a {wide}x{tall}-tile BG that wraps: give me {goal}.",
            f"visible 32x32 screens of a {wide}x{tall} background, view 256x{high} at the scroll position, wrapping -> {goal}",
            f"Write a function that tells which parts of a background are on the TV. The background has {wide}x{tall} tiles of 8x8 pixels, thus {across * down} screens of 256x256 pixels, numbered from 0: {_ORDER[wide, tall]}. It repeats in both directions. The view is 256 pixels wide and {high} high, its upper left pixel is (scrollX, scrollY), neither negative. Return {goal}.",
            f"I only want to redraw screens that can be seen. For a view of 256x{high} pixels scrolled to (scrollX, scrollY) (0 or more, the background wraps) on a map of {wide}x{tall} 8x8 tiles return {goal}. Screens count as {_ORDER[wide, tall]}, from 0.",
        ),
    )


def blank_screens(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "tail", "uniform"))
    blank = rng.choice((0, 0x3FF, 0x2000))
    body = {
        "list": f"std::vector<int> result;\nfor (size_t at = 0; at + 1024 <= map.size(); at += 1024)\n  if (std::all_of(map.begin() + at, map.begin() + at + 1024, [](uint16_t word) {{ return word == {hexadecimal(blank)}; }}))\n    result.push_back(at / 1024);\nreturn result;",
        "uniform": "std::vector<int> result;\nfor (size_t at = 0; at + 1024 <= map.size(); at += 1024) {\n  const uint16_t first = map[at];\n  const bool same = std::count(map.begin() + at, map.begin() + at + 1024, first) == 1024;\n  result.push_back(same ? first : -1);\n}\nreturn result;",
        "tail": f"size_t screens = map.size() / 1024;\nwhile (screens > 0 && std::count(map.begin() + (screens - 1) * 1024, map.begin() + screens * 1024, {hexadecimal(blank)}) == 1024)\n  --screens;\nreturn screens;",
    }[wanted]

    def oracle(cells: list[int]) -> object:
        kinds = [set(cells[i : i + 1024]) for i in range(0, len(cells) - 1023, 1024)]
        if wanted == "uniform":
            return [next(iter(one)) if len(one) == 1 else -1 for one in kinds]
        empty = [one == {blank} for one in kinds]
        if wanted == "list":
            return [i for i, one in enumerate(empty) if one]
        return max((i + 1 for i, one in enumerate(empty) if not one), default=0)

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.choice((0, 1, 2, 4, 4))):
            one = [r.choice((blank, blank, 5))] * 1024
            if r.random() < 0.35:
                one[r.choice((0, 1023, r.randrange(1024)))] = 9
            out += one
        return [out + [blank] * r.choice((0, 0, 5))]

    goal = {
        "list": f"the numbers of the screens in which every word is {hexadecimal(blank)}, ascending",
        "uniform": "for each screen the word that all its cells have, or -1 if they are not all equal",
        "tail": f"how many screens must be stored if screens at the end with nothing but {hexadecimal(blank)} can be left out",
    }[wanted]
    return Made(
        f"{'size_t' if wanted == 'tail' else 'std::vector<int>'} @f({WORDS} map)",
        body,
        oracle,
        given,
        (
            f"Check a background for empty screens: {goal}. A screen is 1024 words; an incomplete one at the end doesn't count.",
            f"32x32 screens, whole ones only -> {goal}",
            f"Write a function that looks at a background screen by screen (32x32 words each, one behind the other, numbered from 0) and returns {goal}. Words behind the last whole screen are ignored.",
            f"To save space I'd like to know {goal}. The map is a vector of tilemap words, 1024 for a screen; leave out what is no whole screen.",
        ),
    )


def first_equal_screen(rng: random.Random) -> Made:
    size = rng.choice((1024, 1024, 256, 64))
    wanted = rng.choice(("links", "distinct"))
    form = {1024: "32x32", 256: "16x16", 64: "8x8"}[size]
    body = cpp(
        """
        std::vector<int> links;
        for (size_t n = 0; (n + 1) * @size <= map.size(); ++n) {
          size_t m = 0;
          while (!std::equal(map.begin() + m * @size, map.begin() + (m + 1) * @size, map.begin() + n * @size)) ++m;
          links.push_back(m);
        }
        @final
        """,
        size=size,
        final="return links;" if wanted == "links" else "return std::set<int>(links.begin(), links.end()).size();",
    )

    def oracle(cells: list[int]) -> object:
        whole = [tuple(cells[i : i + size]) for i in range(0, len(cells) - size + 1, size)]
        if wanted == "distinct":
            return len(set(whole))
        first = {one: i for i, one in reversed(list(enumerate(whole)))}
        return [first[one] for one in whole]

    def given(r: random.Random) -> list[object]:
        kinds = [_sparse(r, size, 0, 3) for _ in range(3)]
        many = r.choice((0, 1, 3, 6))
        return [[one for _ in range(many) for one in r.choice(kinds)] + [0] * r.choice((0, 0, 3))]

    goal = (
        "for every screen the number of the first screen with the same words (its own number if there is no earlier one)"
        if wanted == "links"
        else "how many different screens there are"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'links' else 'int'} @f({WORDS} map)",
        body,
        oracle,
        given,
        (
            f"Deduplicate {form} screens: {goal}. {size} words a screen, whole ones only.",
            f"screens of {size} words -> {goal}; a partial last screen is ignored",
            f"Write a function that finds repeated screens in a level. The level is a list of {form} screens, {size} tilemap words each, numbered from 0. It returns {goal}. Words after the last complete screen do not count.",
            f"My level format could store each screen just once. From all screens one behind the other ({form} cells, so {size} words each; ignore an incomplete one) I need {goal}.",
        ),
    )


def linear_to_screens(rng: random.Random) -> Made:
    wide, tall = rng.choice(_SIZES)
    data = rng.random() < 0.5
    add = rng.choice((0, 0, 0x2000))
    place = _index("x", "y", wide, tall)
    value = f"map[y * {wide} + x]{f' | {hexadecimal(add)}' if add else ''}"
    if data:
        step = f"const size_t at = 2 * ({place});\n    const int word = {value};\n    result[at] = word & 0xFF;\n    result[at + 1] = word >> 8;"
    else:
        step = f"result[{place}] = {value};"
    body = f"std::vector<{'uint8_t' if data else 'uint16_t'}> result({wide * tall * (2 if data else 1)});\nfor (size_t y = 0; y < {tall}; ++y)\n  for (size_t x = 0; x < {wide}; ++x) {{\n    {step}\n  }}\nreturn result;"

    def oracle(cells: list[int]) -> list[int]:
        words = [cells[y * wide + x] | add for x, y in _spots(wide, tall)]
        return [byte for one in words for byte in one.to_bytes(2, "little")] if data else words

    form = "bytes, low byte of each word first" if data else "words"
    also = ", with the priority bit set in every word" if add else ""
    return Made(
        f"std::vector<{'uint8_t' if data else 'uint16_t'}> @f({WORDS} map)",
        body,
        oracle,
        lambda r: [_sparse(r, wide * tall, r.choice((0, 1)), 9)],
        (
            f"Turn a row-by-row map of {wide}x{tall} cells into VRAM order, as {form}{also}.",
            f"{wide}x{tall} linear tilemap -> 32x32 screens as the PPU wants them ({form}){also}",
            f"Write a function that cuts a map of {wide} columns and {tall} rows (row by row, {wide * tall} words) into screens of 32x32 cells, stored one behind the other: {_ORDER[wide, tall]}; each screen row by row. The result consists of {form}{also}.",
            f"My editor keeps the big background as one picture with {wide} words in a row, {tall} rows. For the ROM I need the console's order, {_ORDER[wide, tall]}, 1024 cells each, as {form}{also}.",
        ),
    )


def bounds_of_drawn_cells(rng: random.Random) -> Made:
    wide, tall = rng.choice(((32, 32), *_SIZES))
    blank = rng.choice((0, 0x3FF))
    by_tile = rng.random() < 0.5
    ends = rng.choice(("size", "inclusive"))
    test = f"(map[i] & 0x3FF) == {hexadecimal(blank)}" if by_tile else f"map[i] == {hexadecimal(blank)}"
    x = {32: "i % 32", 64: "i % 32 + i / 1024 % 2 * 32"}[wide]
    y = "i / 32 % 32" if tall == 32 else ("i / 32" if wide == 32 else "i / 32 % 32 + i / 2048 * 32")
    body = cpp(
        """
        int left = @wide, top = @tall, right = -1, bottom = -1;
        for (int i = 0; i < @total; ++i) {
          if (@test) continue;
          const int x = @x, y = @y;
          left = std::min(left, x);
          right = std::max(right, x);
          top = std::min(top, y);
          bottom = std::max(bottom, y);
        }
        if (right < 0) return {};
        return {left, top, @last};
        """,
        wide=wide,
        tall=tall,
        total=wide * tall,
        test=test,
        x=x,
        y=y,
        last="right - left + 1, bottom - top + 1" if ends == "size" else "right, bottom",
    )

    def oracle(cells: list[int]) -> list[int]:
        drawn = [
            spot
            for spot, word in zip(_spots(wide, tall), cells, strict=True)
            if (word % 1024 if by_tile else word) != blank
        ]
        if not drawn:
            return []
        xs, ys = zip(*drawn, strict=True)
        a, b = [min(xs), min(ys)], [max(xs), max(ys)]
        return a + ([b[0] - a[0] + 1, b[1] - a[1] + 1] if ends == "size" else b)

    rule = f"its tile number is not {hexadecimal(blank)}" if by_tile else f"its word is not {hexadecimal(blank)}"
    form = "left, top, width, height" if ends == "size" else "left, top, right, bottom (all inclusive)"
    order = _ORDER.get((wide, tall), "a single screen")
    return Made(
        f"std::vector<int> @f({WORDS} map)",
        body,
        oracle,
        lambda r: [
            [one if one != blank or r.random() < 0.998 else blank | 0x400 for one in _sparse(r, wide * tall, blank, 4)]
        ],
        (
            f"Bounding box of what's drawn on a {wide}x{tall} BG map in VRAM order: {{{form}}}, empty if nothing. A cell is drawn if {rule}.",
            f"{wide}x{tall} tilemap -> {form} of the cells where {rule}; none: empty vector",
            f"Write a function that finds the smallest rectangle around everything on a background of {wide}x{tall} cells. The words come as on the console ({order}, 32x32 words a screen, row by row). A cell counts if {rule} (tile: bits 0-9). Return {form} in cells, or an empty vector if there is nothing.",
            f"To crop a title screen I need the box around its content. The map has {wide}x{tall} cells ({order}, 1024 words each) and a cell is content if {rule}. The result is {form}; nothing at all gives an empty vector. Words are vhopppcc cccccccc.",
        ),
    )


def word_under_pixel(rng: random.Random) -> Made:
    wide, tall = rng.choice(((32, 32), *_SIZES))
    big = rng.random() < 0.5
    shift = 4 if big else 3
    inner = rng.random() < 0.5
    side = 1 << shift
    index = _index("column", "row", wide, tall)
    if inner:
        body = cpp(
            """
            const int px = (x + scrollX) % @fullx, py = (y + scrollY) % @fully;
            const int column = px / @side, row = py / @side;
            const uint16_t word = map[@index];
            int u = px % @side, v = py % @side;
            if (word & 0x4000) u = @last - u;
            if (word & 0x8000) v = @last - v;
            return {word & 0x3FF, u, v};
            """,
            fullx=wide * side,
            fully=tall * side,
            side=side,
            index=index,
            last=side - 1,
        )
    else:
        body = f"const int column = (x + scrollX) / {side} % {wide}, row = (y + scrollY) / {side} % {tall};\nreturn map[{index}];"

    def oracle(cells: list[int], x: int, y: int, sx: int, sy: int) -> object:
        where = dict(zip(_spots(wide, tall), cells, strict=True))
        (column, u), (row, v) = divmod((x + sx) % (wide * side), side), divmod((y + sy) % (tall * side), side)
        word = where[column, row]
        if not inner:
            return word
        turn = range(side)
        return [word % 1024, turn[::-1][u] if word >> 14 & 1 else u, turn[::-1][v] if word >> 15 else v]

    def given(r: random.Random) -> list[object]:
        x, y, sx, sy = r.randrange(256), r.randrange(224), r.choice((0, 255, r.randrange(1024))), r.choice((0, 7, 1023))
        cells = _sparse(r, wide * tall, 0, 3)
        spot = ((x + sx) // side % wide, (y + sy) // side % tall)
        cells[_spots(wide, tall).index(spot)] = r.getrandbits(16)
        return [cells, x, y, sx, sy]

    goal = (
        "the tile number of the map word there and the pixel within that tile {tile, u, v}, with its flips taken back (u, v as in the unflipped tile)"
        if inner
        else "the map word there"
    )
    order = _ORDER.get((wide, tall), "a single screen")
    return Made(
        f"{'std::array<int, 3>' if inner else 'uint16_t'} @f({WORDS} map, int x, int y, int scrollX, int scrollY)",
        body,
        oracle,
        given,
        (
            f"What's under screen pixel (x, y)? {wide}x{tall}-cell BG with {side}x{side} tiles, scrolled by (scrollX, scrollY): return {goal}.",
            f"eyedropper: BG map {wide}x{tall} in VRAM order, tile size {side}, pixel (x, y) + scroll, wrapping -> {goal}",
            f"Write a function for the eyedropper of my preview. The background has {wide}x{tall} cells of {side}x{side} pixels, stored as 32x32-cell screens ({order}) of 1024 words. The pixel at (x, y) on the TV is pixel (x + scrollX, y + scrollY) of the background, which wraps; nothing is negative. Return {goal}. A word has the tile number in bits 0-9, horizontal flip in bit 14 and vertical flip in bit 15.",
            f"When the user clicks into the game view I want {goal}. The view shows a {wide}x{tall} tilemap ({order}) with tiles of {side}x{side} pixels from background position (scrollX, scrollY) on; it repeats at its edges. Coordinates are 0 or more, words are vhopppcc cccccccc.",
        ),
    )


def screens_from_strip_order(rng: random.Random) -> Made:
    high = rng.choice((2, 3, 4))
    wanted = rng.choice(("down", "snake"))
    body = cpp(
        """
        const size_t wide = map.size() / 16 / @high;
        std::vector<uint8_t> result;
        for (size_t y = 0; y < @rows; ++y)
          for (size_t x = 0; x < wide * 4; ++x) {
            const size_t column = x / 4@turn;
            result.push_back(map[(column * @high + @row) * 16 + y % 4 * 4 + x % 4]);
          }
        return result;
        """,
        high=high,
        rows=4 * high,
        turn="",
        row=f"(column % 2 ? {high - 1} - y / 4 : y / 4)" if wanted == "snake" else "y / 4",
    )

    def oracle(cells: list[int]) -> list[int]:
        pieces = [cells[i : i + 16] for i in range(0, len(cells), 16)]
        columns = [pieces[i : i + high] for i in range(0, len(pieces), high)]
        if wanted == "snake":
            columns = [one[::-1] if i % 2 else one for i, one in enumerate(columns)]
        out: list[int] = []
        for level in range(high):
            for line in range(4):
                for column in columns:
                    out += column[level][4 * line : 4 * line + 4]
        return out

    way = (
        "the first column from top to bottom, the next from bottom to top and so on in turns"
        if wanted == "snake"
        else "each column from top to bottom"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} map)",
        body,
        oracle,
        lambda r: [r.randbytes(16 * high * r.randrange(4))],
        (
            f"Level stored as 4x4-block pieces, column after column of {high} pieces ({way}); make it plain rows.",
            f"4x4 pieces, {high} a column, {way}, columns left to right -> row-major blocks of the whole level",
            f"Write a function that unrolls a level. It is stored in pieces of 4x4 blocks (16 bytes, row by row). {high} pieces make a column of the level, columns come from left to right: {way}. Return all blocks of the level row by row. There are whole columns only, maybe none.",
            f"The game streams its level in columns of {high} pieces, 4x4 blocks (a byte each, row-major) a piece; {way}. For my editor I need one map over the whole width, row by row. The data is always a whole number of columns.",
        ),
    )


RECIPES = (
    cell_of_screen_index,
    cells_of_wrapped_rectangle,
    changed_screens,
    move_screen_contents,
    row_pieces_for_dma,
    screens_in_view,
    blank_screens,
    first_equal_screen,
    linear_to_screens,
    bounds_of_drawn_cells,
    word_under_pixel,
    screens_from_strip_order,
)
