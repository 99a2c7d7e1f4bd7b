"""Words of a tilemap and their fields: counted, compared, exchanged, marked, in lists, rows, columns and byte buffers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"
_LAYOUT = (
    "tile in bits 0-9, palette in bits 10-12, priority in bit 13, horizontal flip in bit 14, vertical flip in bit 15"
)
_FIELDS = {"tile": (0, 10), "palette": (10, 3), "priority": (13, 1), "hflip": (14, 1), "vflip": (15, 1)}


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _word(r: random.Random, tiles: int = 4) -> int:
    return r.choice((r.getrandbits(16), r.randrange(tiles) | r.getrandbits(6) << 10, r.randrange(tiles)))


def _words(r: random.Random, count: int, tiles: int = 4) -> list[int]:
    return [_word(r, tiles) for _ in range(count)]


def _field(word: int, name: str) -> int:
    shift, width = _FIELDS[name]
    return (word >> shift) % (1 << width)


def count_words_by_palette(rng: random.Random) -> Made:
    skip = rng.random() < 0.5
    most = rng.random() < 0.4
    blank = rng.choice((0, 0x3FF, 0x7F))
    body = cpp(
        """
        std::array<int, 8> counts{};
        for (uint16_t word : words)
          @test++counts[word >> 10 & 7];
        return @final;
        """,
        test=f"if ((word & 0x3FF) != {hexadecimal(blank)}) " if skip else "",
        final="std::max_element(counts.begin(), counts.end()) - counts.begin()" if most else "counts",
    )

    def oracle(words: list[int]) -> object:
        seen = [_field(one, "palette") for one in words if not skip or one % 1024 != blank]
        counts = [seen.count(i) for i in range(8)]
        return min(range(8), key=lambda i: (-counts[i], i)) if most else counts

    goal = (
        "the palette that most cells use (the lowest of several; 0 if none counts)"
        if most
        else "how many cells use each of the palettes 0 to 7"
    )
    but = f" Cells with tile {hexadecimal(blank)} are blank and do not count." if skip else ""
    return Made(
        f"{'int' if most else 'std::array<int, 8>'} @f({WORDS} words)",
        body,
        oracle,
        lambda r: [[one if r.random() < 0.7 else one & 0xFC00 | blank for one in _words(r, r.choice((0, 1, 5, 12)))]],
        (
            f"Which palettes does a BG map use? I want {goal}.{but}",
            f"tilemap words (vhopppcc cccccccc) -> {goal}.{but}",
            f"The palette panel of my editor shows statistics of the map on the screen. Write a function that takes its words ({_LAYOUT}) and returns {goal}.{but}",
            f"Before I free a palette row I need to know {goal}. The palette of a tilemap word is in bits 10 to 12.{but}",
        ),
    )


def swap_two_palettes(rng: random.Random) -> Made:
    report = rng.random() < 0.5
    span = rng.random() < 0.5
    body = cpp(
        """
        @start
        for (@loop) {
          const int palette = word >> 10 & 7;
          if (palette != a && palette != b) continue;
          word = (word & 0xE3FF) | (palette == a ? b : a) << 10;
          @count
        }
        @final
        """,
        start="int changed = 0;" if report else "",
        loop="uint16_t& word : words",
        count="if (a != b) ++changed;" if report else "",
        final="return changed;" if report else "",
    )
    if span:
        body = body.replace(
            "for (uint16_t& word : words) {",
            "for (size_t i = first; i < words.size() && i < first + count; ++i) {\n  uint16_t& word = words[i];",
        )
    body = "\n".join(line for line in body.split("\n") if line.strip())

    def oracle(words: list[int], a: int, b: int, first: int = 0, count: int = 1 << 20) -> object:
        other = {a: b, b: a}
        changed = 0
        for i, word in enumerate(words):
            old = _field(word, "palette")
            new = other.get(old, old) if first <= i < first + count else old
            changed += old != new
            words[i] += (new - old) * 1024
        return changed if report else None

    def given(r: random.Random) -> list[object]:
        words = _words(r, r.choice((0, 3, 8, 12)))
        more = [r.choice((0, 1, 4, 20)), r.choice((0, 1, 3, 30))] if span else []
        return [words, r.randrange(8), r.randrange(8), *more]

    where = " of the `count` words from index `first` on (fewer if the map ends)" if span else ""
    told = " Return how many words have changed." if report else ""
    return Made(
        f"{'int' if report else 'void'} @f({WORD_BUFFER} words, int a, int b{', size_t first, size_t count' if span else ''})",
        body,
        oracle,
        given,
        (
            f"Exchange palettes a and b in the map words{where}, in place; all other cells and bits stay.{told}",
            f"swap BG palettes: ppp == a becomes b, ppp == b becomes a{',' + where if span else ''}, in place.{told}",
            f"I moved two palette rows in CGRAM, so the tilemap has to follow. Write a function that replaces palette `a` by `b` and `b` by `a` in the words{where}; the palette is in bits 10 to 12, and nothing else may change.{told} Both numbers are 0 to 7.",
            f"My editor has a command to exchange two palettes (0-7) of a background. It should change the field ppp of the words vhopppcc cccccccc{where}: a to b and b to a at the same time.{told}",
        ),
    )


def differing_fields(rng: random.Random) -> Made:
    order = rng.choice(
        (
            ("tile", "palette", "priority", "hflip", "vflip"),
            ("vflip", "hflip", "priority", "palette", "tile"),
            ("palette", "tile", "hflip", "vflip", "priority"),
        )
    )
    many = rng.random() < 0.5
    lines = []
    for i, name in enumerate(order):
        shift, width = _FIELDS[name]
        lines.append(f"if (change & {hexadecimal((2**width - 1) << shift)}) mask |= {1 << i};")
    inner = "\n".join(lines)
    if many:
        tests = "\n".join(f"  {line}" for line in lines)
        body = f"int mask = 0;\nfor (size_t i = 0; i < old.size() && i < now.size(); ++i) {{\n  const int change = old[i] ^ now[i];\n{tests}\n}}\nreturn mask;"
    else:
        body = f"const int change = old ^ now;\nint mask = 0;\n{inner}\nreturn mask;"

    def one(a: int, b: int) -> set[int]:
        return {i for i, name in enumerate(order) if _field(a, name) != _field(b, name)}

    def oracle(old: object, now: object) -> int:
        if isinstance(old, list) and isinstance(now, list):
            found = set().union(*(one(a, b) for a, b in zip(old, now, strict=False)))
        else:
            found = one(int(str(old)), int(str(now)))
        return sum(2**i for i in found)

    def change(r: random.Random, word: int) -> int:
        return word ^ r.choice((0, 0, 1, 0x200, 0x400, 0x1C00, 0x2000, 0x4000, 0x8000, r.getrandbits(16)))

    def given(r: random.Random) -> list[object]:
        if many:
            old = _words(r, r.choice((0, 1, 2, 3)))
            return [old, [change(r, w) for w in old] + _words(r, r.choice((0, 0, 1)))]
        word = r.getrandbits(16)
        return [word, change(r, word)]

    names = {
        "tile": "tile number",
        "palette": "palette",
        "priority": "priority",
        "hflip": "horizontal flip",
        "vflip": "vertical flip",
    }
    bits = ", ".join(f"{1 << i} for the {names[name]}" for i, name in enumerate(order))
    short = ", ".join(f"{names[name]} {1 << i}" for i, name in enumerate(order))
    what = (
        "between two lists of tilemap words; a bit is set if the field differs at any index that both lists have"
        if many
        else "between two tilemap words"
    )
    kind = WORDS if many else "uint16_t"
    return Made(
        f"int @f({kind} old, {kind} now)",
        body,
        oracle,
        given,
        (
            f"Tell me which fields differ {what}, as a mask: {short}.",
            f"field diff of BG words, OR of: {short}{' (all index pairs, the longer tail ignored)' if many else ''}",
            f"My undo log shows what kind of edit it was. Write a function that tells which fields differ {what}. The result adds up {bits}. Word layout: {_LAYOUT}.",
            f"Write a function that compares {'two maps' if many else 'two map entries'} field by field. With {_LAYOUT}, return a mask of the fields that differ {what}: {bits}.",
        ),
    )


def paste_some_fields(rng: random.Random) -> Made:
    taken = rng.sample(list(_FIELDS), rng.choice((2, 3)))
    mask = sum((2 ** _FIELDS[n][1] - 1) << _FIELDS[n][0] for n in taken)
    stop = rng.random() < 0.5
    blank = rng.choice((0, 0x3FF))
    skip = rng.random() < 0.5
    limit = "i < source.size() && at + i < map.size()" if stop else "i < source.size()"
    place = "map[at + i]" if stop else "map[(at + i) % map.size()]"
    body = cpp(
        """
        for (size_t i = 0; @limit; ++i) {
          @skip
          uint16_t& cell = @place;
          cell = (cell & @keep) | (source[i] & @mask);
        }
        """,
        limit=limit,
        skip=f"if ((source[i] & 0x3FF) == {hexadecimal(blank)}) continue;" if skip else "",
        place=place,
        keep=hexadecimal(0xFFFF ^ mask),
        mask=hexadecimal(mask),
    ).replace("\n  \n", "\n")

    def oracle(cells: list[int], source: list[int], at: int) -> None:
        for i, new in enumerate(source, at):
            if skip and new % 1024 == blank:
                continue
            if i >= len(cells) and stop:
                break
            old = cells[i % len(cells)]
            cells[i % len(cells)] = sum(_field(new if n in taken else old, n) * 2 ** _FIELDS[n][0] for n in _FIELDS)

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 9)
        source = [one & 0xFC00 | blank if r.random() < 0.2 else one for one in _words(r, r.randrange(size + 1))]
        return [_words(r, size), source, r.randrange(size)]

    names = {
        "tile": "tile number",
        "palette": "palette",
        "priority": "priority bit",
        "hflip": "horizontal flip",
        "vflip": "vertical flip",
    }
    what = " and ".join(("the " + ", the ".join(names[n] for n in taken[:-1]), "the " + names[taken[-1]]))
    edge = (
        "what goes beyond the end of the map is dropped"
        if stop
        else "after the map's last cell it goes on at the first"
    )
    but = f"; source words with tile {hexadecimal(blank)} leave their cell alone" if skip else ""
    return Made(
        f"void @f({WORD_BUFFER} map, {WORDS} source, size_t at)",
        body,
        oracle,
        given,
        (
            f"Paste words into the map from index `at` on, but take only {what} of them; {edge}{but}.",
            f"partial paste at `at`: cell keeps its bits except {what}, which come from source; {edge}{but}.",
            f"In my paste dialog the user ticks which fields to take. Here it's {what}: copy them from the words of `source` to the cells of `map` from index `at` on and keep all the other bits of the cells. Note that {edge}{but}. Layout: {_LAYOUT}.",
            f"Write a function that pastes `source` over the words of `map`, beginning at cell `at` (a valid one). Of each source word only {what} replaces that of the cell; {edge}{but}. The source has at most as many words as the map. A word has {_LAYOUT}.",
        ),
    )


def matching_cells(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "count", "last", "longest"))
    negate = rng.random() < 0.4
    op = "!=" if negate else "=="
    parts = {
        "list": ("std::vector<int> result;", "result.push_back(i);", "return result;"),
        "count": ("int result = 0;", "++result;", "return result;"),
        "last": ("int result = -1;", "result = i;", "return result;"),
        "longest": ("int result = 0, run = 0;", "", "return result;"),
    }[wanted]
    if wanted == "longest":
        body = cpp(
            """
            int best = 0, run = 0;
            for (uint16_t word : words) {
              run = (word & mask) @op (value & mask) ? run + 1 : 0;
              best = std::max(best, run);
            }
            return best;
            """,
            op=op,
        )
    else:
        body = f"{parts[0]}\nfor (size_t i = 0; i < words.size(); ++i)\n  if ((words[i] & mask) {op} (value & mask)) {parts[1]}\n{parts[2]}"

    def oracle(words: list[int], value: int, mask: int) -> object:
        bits = [i for i in range(16) if mask >> i & 1]
        same = [all(w >> i & 1 == value >> i & 1 for i in bits) != negate for w in words]
        found = [i for i, one in enumerate(same) if one]
        if wanted == "longest":
            return max(map(len, "".join("x" if one else " " for one in same).split()), default=0)
        return {"list": found, "count": len(found), "last": found[-1] if found else -1}[wanted]

    def given(r: random.Random) -> list[object]:
        words = _words(r, r.choice((0, 4, 9, 14)), 2)
        value = r.choice((*words, 0)) ^ r.choice((0, 0, 0x8000, 0x400))
        return [words, value, r.choice((0x3FF, 0x1C00, 0x2000, 0xC000, 0xFFFF, 0, 0x1FFF))]

    which = f"that {'differ from' if negate else 'equal'} `value` in {'at least one bit' if negate else 'all bits'} set in `mask`"
    goal = {
        "list": f"the indices of the words {which}, ascending",
        "count": f"how many words there are {which}",
        "last": f"the index of the last word {which}, -1 if there is none",
        "longest": f"the length of the longest run of consecutive words {which} (0 if there are none)",
    }[wanted]
    return Made(
        f"{'std::vector<int>' if wanted == 'list' else 'int'} @f({WORDS} words, uint16_t value, uint16_t mask)",
        body,
        oracle,
        given,
        (
            f"masked search in a tilemap: {goal}",
            f"Search box with don't-care bits: return {goal}.",
            f"Write a function for my map search. The user picks a tile word and which of its fields matter, which gives `value` and a bit mask `mask`. Return {goal}; bits that are clear in the mask don't matter.",
            f"I look for tilemap entries by some of their fields, for example only by palette (mask 0x1C00). The function returns {goal}. Bits of `value` outside the mask are to be ignored.",
        ),
    )


def column_of_screen_bytes(rng: random.Random) -> Made:
    width = rng.choice((32, 32, 64, 16))
    what = rng.choice(("tile", "word", "palette"))
    expr = {"tile": "word & 0x3FF", "word": "word", "palette": "word >> 10 & 7"}[what]
    down = rng.random() < 0.7
    body = cpp(
        """
        std::vector<uint16_t> result;
        for (size_t at = x * 2; at + 1 < screen.size(); at += @row) {
          const int word = screen[at] | screen[at + 1] << 8;
          result.push_back(@expr);
        }
        @turn
        return result;
        """,
        row=2 * width,
        expr=expr,
        turn="" if down else "std::reverse(result.begin(), result.end());",
    ).replace("\n\n", "\n")

    def oracle(screen: list[int], x: int) -> list[int]:
        raw = bytes(screen)
        words = [int.from_bytes(raw[i : i + 2], "little") for i in range(0, len(raw) - 1, 2)]
        column = words[x::width]
        out = [one if what == "word" else _field(one, what) for one in column]
        return out if down else out[::-1]

    def given(r: random.Random) -> list[object]:
        x = r.randrange(width)
        return [r.randbytes(r.choice((0, 2 * width, 4 * width, 5 * width, 6 * width, 2 * width + 2 * x + 1))), x]

    goal = {"tile": "the tile numbers", "word": "the words", "palette": "the palette numbers"}[what]
    way = "from top to bottom" if down else "from bottom to top"
    return Made(
        f"std::vector<uint16_t> @f({BYTES} screen, size_t x)",
        body,
        oracle,
        given,
        (
            f"Get {goal} of column x of a {width}-wide tilemap that I have as bytes, {way}; cells that aren't complete in the data are left out.",
            f"raw map bytes, {width} cells a row -> {goal} in column x, {way}, stopping where the data does",
            f"Write a function that reads one column of a tilemap. The map is a buffer of little-endian words, {width} in a row (x is below {width}), and may end anywhere; a cell counts only if both of its bytes are there. Return {goal} of column x, {way}. A word has {_LAYOUT}.",
            f"To build a vertical strip I need {goal} in column `x` of a map dump, {way}. The dump has 2 bytes a cell, low byte first, {width} cells a row, and could be cut off, in which case only whole cells count. Format of a word: vhopppcc cccccccc.",
        ),
    )


def flag_in_rectangle(rng: random.Random) -> Made:
    width = rng.choice((32, 32, 64))
    bit, name = rng.choice(((0x2000, "priority"), (0x4000, "horizontal flip"), (0x8000, "vertical flip")))
    how = rng.choice(("set", "clear", "toggle"))
    op = {
        "set": f"|= {hexadecimal(bit)}",
        "clear": f"&= {hexadecimal(0xFFFF ^ bit)}",
        "toggle": f"^= {hexadecimal(bit)}",
    }[how]
    body = cpp(
        """
        const int height = map.size() / @width;
        for (int y = std::max(top, 0); y < std::min(top + h, height); ++y)
          for (int x = std::max(left, 0); x < std::min(left + w, @width); ++x) map[y * @width + x] @op;
        """,
        width=width,
        op=op,
    )

    def oracle(cells: list[int], left: int, top: int, w: int, h: int) -> None:
        for i, word in enumerate(cells):
            y, x = divmod(i, width)
            if x in range(left, left + w) and y in range(top, top + h):
                bare = word - (bit if word & bit else 0)
                cells[i] = {"set": bare + bit, "clear": bare, "toggle": bare if word & bit else bare + bit}[how]

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 4)
        return [
            _words(r, width * rows),
            r.choice((-2, 0, 3, width - 2)),
            r.choice((-1, 0, 1, rows)),
            r.choice((0, 1, 4, width)),
            r.choice((0, 1, 2, 5)),
        ]

    verb = {"set": "sets", "clear": "clears", "toggle": "toggles"}[how]
    number = bit.bit_length() - 1
    return Made(
        f"void @f({WORD_BUFFER} map, int left, int top, int w, int h)",
        body,
        oracle,
        given,
        (
            f"{how.capitalize()} the {name} bit of all cells in a rectangle of a {width}-wide BG map, in place, clipped to the map.",
            f"map[{width} per row]: rect (left, top, w, h), clip at the borders, {how} {name}",
            f"Write a function that {verb} the {name} (bit {number}) of every tilemap word in the rectangle of `w` columns and `h` rows whose upper left cell is (left, top). The map has {width} words a row and whole rows; parts of the rectangle outside the map are ignored, left and top may be negative and w or h may be 0.",
            f"With a rectangle selected the user presses a key, and the cells' {name} bit ({hexadecimal(bit)}) is to be {'set' if how == 'set' else 'cleared' if how == 'clear' else 'toggled'}. The map is a vector of words with {width} columns. The selection may hang over the edges; only what lies on the map changes.",
        ),
    )


def first_free_tile_number(rng: random.Random) -> Made:
    total = rng.choice((1024, 512, 256))
    group = rng.choice((1, 1, 2, 4))
    wrap = rng.random() < 0.5
    body = cpp(
        """
        std::vector<bool> used(@total);
        for (uint16_t word : words)
          if ((word & 0x3FF) < @total) used[word & 0x3FF] = true;
        for (int tile = first; tile + @group <= @total; tile += @group)
          if (@free) return tile;
        @again
        return -1;
        """,
        total=total,
        group=group,
        free=" && ".join(f"!used[tile{f' + {i}' if i else ''}]" for i in range(group)),
        again=cpp(
            "for (int tile = 0; tile < first; tile += @group)\n  if (@free) return tile;",
            group=group,
            free=" && ".join(f"!used[tile{f' + {i}' if i else ''}]" for i in range(group)),
        )
        if wrap
        else "",
    ).replace("\n\n", "\n")

    def oracle(words: list[int], first: int) -> int:
        free = set(range(total)) - {_field(one, "tile") for one in words}
        order = list(range(first, total, group)) + (list(range(0, first, group)) if wrap else [])
        return next((t for t in order if free >= set(range(t, t + group))), -1)

    def given(r: random.Random) -> list[object]:
        first = r.choice((0, 4, 8, total - 4, total - 8))
        gone = [i + r.randrange(2) for i in range(first, total)][: r.choice((0, 1, 3, 8, 10))]
        more = list(range(r.randrange(12)))
        words = [one & 0x3FF | r.getrandbits(6) << 10 for one in gone + more]
        r.shuffle(words)
        return [words, first]

    what = "tile number" if group == 1 else f"tile number for {group} tiles in a row, a multiple of {group},"
    after = (
        f"from `first` up to {total - 1} and then, if there is none, from 0 up to below `first`"
        if wrap
        else f"from `first` up to {total - 1}"
    )
    multiple = f" `first` is a multiple of {group}." if group > 1 else ""
    return Made(
        f"int @f({WORDS} words, int first)",
        body,
        oracle,
        given,
        (
            f"Find the first {what} that the map doesn't use, looking {after}; -1 if all are taken.{multiple}",
            f"unused character in a BG map: first {what} not in `words`, searched {after}, else -1.{multiple}",
            f"I want to add graphics without touching what the background uses. Given its tilemap words (tile number in bits 0 to 9), return the first {what} that no word refers to; look {after}. If there is none, return -1.{multiple}",
            f"Write a function that looks for free room in the character set of a map: the first {what} that does not occur in the words (vhopppcc cccccccc), searched {after}. No such number gives -1.{multiple}",
        ),
    )


def rows_like_above(rng: random.Random) -> Made:
    width = rng.choice((4, 8, 32))
    loose = rng.random() < 0.5
    wanted = rng.choice(("list", "mask", "count"))
    mask = rng.choice((0x3FF, 0xDFFF)) if loose else 0xFFFF
    test = f"(a ^ b) & {hexadecimal(mask)}" if loose else "a != b"
    head, step, final = {
        "list": ("std::vector<int> result;", "result.push_back(y);", "return result;"),
        "mask": ("uint32_t result = 0;", "result |= 1u << y;", "return result;"),
        "count": ("int result = 0;", "++result;", "return result;"),
    }[wanted]
    body = cpp(
        """
        @head
        for (size_t y = 1; (y + 1) * @width <= map.size(); ++y) {
          bool same = true;
          for (size_t x = 0; x < @width; ++x) {
            const int a = map[y * @width + x], b = map[(y - 1) * @width + x];
            if (@test) same = false;
          }
          if (same) @step
        }
        @final
        """,
        head=head,
        width=width,
        test=test,
        step=step,
        final=final,
    )

    def oracle(cells: list[int]) -> object:
        rows = [[one & mask for one in cells[i : i + width]] for i in range(0, len(cells) - width + 1, width)]
        same = [i for i in range(1, len(rows)) if rows[i] == rows[i - 1]]
        return {"list": same, "mask": sum(2**i for i in same), "count": len(same)}[wanted]

    def given(r: random.Random) -> list[object]:
        rows = [_words(r, width, 2)]
        for _ in range(r.randrange(9)):
            row = list(rows[-1])
            if r.random() < 0.5:
                row[r.randrange(width)] ^= r.choice((1, 0x2000, 0x400, 0x200))
            rows.append(row)
        return [[one for row in rows[r.randrange(2) :] for one in row] + _words(r, r.choice((0, 0, 3)))]

    rule = {
        0xFFFF: "all their words are equal",
        0x3FF: "their tile numbers (bits 0-9) are equal",
        0xDFFF: "their words are equal apart from the priority bit",
    }[mask]
    goal = {
        "list": "the numbers of the rows that repeat the row right above them, ascending",
        "mask": "a mask of the rows that repeat the row right above them (bit y for row y)",
        "count": "how many rows repeat the row right above them",
    }[wanted]
    at_most = " There are at most 32 rows." if wanted == "mask" else ""
    returns = {"list": "std::vector<int>", "mask": "uint32_t", "count": "int"}[wanted]
    return Made(
        f"{returns} @f({WORDS} map)",
        body,
        oracle,
        given,
        (
            f"{width}-column tilemap: {goal}. Two rows are the same if {rule}; a partial last row is ignored.{at_most}",
            f"Find repeated rows in a map of {width} words a row: {goal}, where {rule}. Whole rows only.{at_most}",
            f'Write a function that helps a map format which can say "the same row again". The map has {width} words a row, row 0 first; return {goal}. Rows count as the same if {rule}. Words after the last whole row don\'t matter.{at_most}',
            f"For my compressor I'd like {goal}. A row has {width} tilemap words, and two rows are alike if {rule}. An incomplete row at the end is left out.{at_most}",
        ),
    )


def mirrored_neighbours(rng: random.Random) -> Made:
    across = rng.random() < 0.6
    width = rng.choice((4, 8, 32))
    bit = 0x4000 if across else 0x8000
    count = rng.random() < 0.5
    loose = rng.random() < 0.5
    mask = bit | (0x3FF if loose else 0xFFFF)
    other = "i + 1" if across else f"i + {width}"
    cond = f"i % {width} < {width - 1} && " if across else ""
    test = (
        f"((map[i] ^ map[{other}]) & {hexadecimal(mask)}) == {hexadecimal(bit)}"
        if loose
        else f"(map[i] ^ map[{other}]) == {hexadecimal(bit)}"
    )
    body = f"{'int result = 0;' if count else 'std::vector<int> result;'}\nfor (size_t i = 0; {other} < map.size(); ++i)\n  if ({cond}{test}) {'++result;' if count else 'result.push_back(i);'}\nreturn result;"

    def oracle(cells: list[int]) -> object:
        def alike(a: int, b: int) -> bool:
            names = {"tile", "hflip" if across else "vflip"} if loose else set(_FIELDS)
            return {n for n in names if _field(a, n) != _field(b, n)} == {"hflip" if across else "vflip"}

        spots = {(i % width, i // width): one for i, one in enumerate(cells)}
        step = (1, 0) if across else (0, 1)
        found = []
        for (x, y), word in spots.items():
            if (x + step[0], y + step[1]) in spots and alike(word, spots[x + step[0], y + step[1]]):
                found.append(y * width + x)
        return len(found) if count else found

    def given(r: random.Random) -> list[object]:
        words = [
            r.choice((1, 1, 2)) | r.choice((0, bit)) | r.choice((0, 0, 0, 0x2000))
            for _ in range(width * r.randrange(1, 4))
        ]
        return [words]

    pair = "left and right" if across else "upper and lower"
    rule = (
        f"have the same tile number and differ in the {'horizontal' if across else 'vertical'} flip"
        if loose
        else f"differ in nothing but the {'horizontal' if across else 'vertical'} flip"
    )
    goal = (
        f"how many pairs of a {pair} neighbour there are that {rule}"
        if count
        else f"the indices of the {'left' if across else 'upper'} cells of all pairs of a {pair} neighbour that {rule}, ascending"
    )
    return Made(
        f"{'int' if count else 'std::vector<int>'} @f({WORDS} map)",
        body,
        oracle,
        given,
        (
            f"Find mirrored halves on a map {width} cells wide: {goal}.",
            f"map words, {width} a row, whole rows -> {goal}",
            f"Write a function that finds symmetric pieces in a tilemap with {width} words in each row (whole rows). It returns {goal}. {'Cells at the right edge have no right neighbour.' if across else 'Cells of the last row have no neighbour below.'} A word has {_LAYOUT}.",
            f"I suspect that much of my background is drawn from halves. From the words of the map ({width} columns, row by row) I need {goal}. Pairs may overlap. Bits: vhopppcc cccccccc.",
        ),
    )


def shift_tiles_from(rng: random.Random) -> Made:
    close = rng.random() < 0.5
    raw = rng.random() < 0.4
    cut = rng.random() < 0.5
    reading = "map[i] | map[i + 1] << 8" if raw else "map[i]"
    if raw:
        loop, write = (
            "for (size_t i = 0; i + 1 < map.size(); i += 2) {",
            "map[i] = word & 0xFF;\n  map[i + 1] = word >> 8;",
        )
    else:
        loop, write = "for (size_t i = 0; i < map.size(); ++i) {", "map[i] = word;"
    if close:
        body = f"{loop}\n  int word = {reading};\n  const int tile = word & 0x3FF;\n  if (tile < first) continue;\n  word = (word & 0xFC00) | (tile < first + count ? 0 : tile - count);\n  {write}\n}}"
    else:
        body = f"{loop}\n  int word = {reading};\n  const int tile = word & 0x3FF;\n  if (tile < first) continue;\n  word = (word & 0xFC00) | {'std::min(tile + count, 0x3FF)' if cut else '(tile + count) % 0x400'};\n  {write}\n}}"

    def oracle(cells: list[int], first: int, count: int) -> None:
        step = 2 if raw else 1
        for i in range(0, len(cells) - step + 1, step):
            word = cells[i] + 256 * cells[i + 1] if raw else cells[i]
            high, tile = divmod(word, 1024)
            if close:
                tile = tile if tile < first else 0 if tile < first + count else tile - count
            elif tile >= first:
                tile = min(1023, tile + count) if cut else (tile + count) % 1024
            if raw:
                cells[i : i + 2] = divmod(high * 1024 + tile, 256)[::-1]
            else:
                cells[i] = high * 1024 + tile

    def given(r: random.Random) -> list[object]:
        first, count = r.choice((0, 5, 0x100, 0x3F0)), r.choice((0, 1, 4, 16))
        tiles = [
            min(1023, max(0, first + r.choice((-1, 0, 1, count - 1, count, count + 1, 9))))
            for _ in range(r.randrange(7))
        ]
        words = [one | r.getrandbits(6) << 10 for one in [*tiles, 1023]]
        if not raw:
            return [words, first, count]
        return [bytes(b for w in words for b in w.to_bytes(2, "little")) + r.choice((b"", b"\x07")), first, count]

    story = "removed `count` tiles from number `first` on" if close else "inserted `count` tiles before tile `first`"
    rule = (
        "words with a removed tile get tile 0, those with a tile behind it get a number that is `count` lower"
        if close
        else f"tile numbers from `first` on grow by `count`, {'but not above 0x3FF' if cut else 'modulo 0x400'}"
    )
    form = (
        "The map comes as bytes, two a word with the low one first (an odd byte at the end stays)."
        if raw
        else "The map is a vector of words."
    )
    return Made(
        f"void @f({BUFFER if raw else WORD_BUFFER} map, int first, int count)",
        body,
        oracle,
        given,
        (
            f"I {story} in the graphics; fix the tilemap in place: {rule}. {form}",
            f"renumber tiles in place ({'gap closed' if close else 'gap opened'}): {rule}. {form}",
            f"Write a function that keeps a tilemap right after somebody has {story} in its character set: {rule}; lower numbers and all attribute bits stay. {form} The tile number is in bits 0 to 9.",
            f"My editor has {story}. All maps that use the set must follow: {rule}, while flips, priority and palette don't change. {form} Words are vhopppcc cccccccc.",
        ),
    )


def busiest_line(rng: random.Random) -> Made:
    width = rng.choice((4, 8, 32))
    columns = rng.random() < 0.4
    what = rng.choice(("words", "tiles"))
    last = rng.random() < 0.4
    mask = " & 0x3FF" if what == "tiles" else ""
    outer, inner = (
        (f"int x = 0; x < {width}; ++x", "int y = 0; y < height; ++y")
        if columns
        else ("int y = 0; y < height; ++y", f"int x = 0; x < {width}; ++x")
    )
    body = cpp(
        """
        const int height = map.size() / @width;
        int best = -1;
        size_t most = 0;
        for (@outer) {
          std::set<int> seen;
          for (@inner) seen.insert(map[y * @width + x]@mask);
          if (seen.size() @op most) {
            most = seen.size();
            best = @it;
          }
        }
        return map.empty() ? -1 : best;
        """,
        width=width,
        outer=outer,
        inner=inner,
        mask=mask,
        op=">=" if last else ">",
        it="x" if columns else "y",
    )

    def oracle(cells: list[int]) -> int:
        height = len(cells) // width
        rows = [cells[i * width : (i + 1) * width] for i in range(height)]
        if not rows:
            return -1
        lines = [list(one) for one in zip(*rows, strict=True)] if columns else rows
        sizes = [len({w % 1024 if what == "tiles" else w for w in line}) for line in lines]
        top = max(sizes)
        return len(sizes) - 1 - sizes[::-1].index(top) if last else sizes.index(top)

    line = "column" if columns else "row"
    kinds = "different tile numbers (bits 0-9)" if what == "tiles" else "different words"
    tie = f"the {'last' if last else 'first'} of several"
    return Made(
        f"int @f({WORDS} map)",
        body,
        oracle,
        lambda r: [_words(r, width * r.choice((0, 1, 3, 5)), 5)],
        (
            f"Which {line} of a map {width} cells wide has the most {kinds}? {tie[0].upper() + tie[1:]}; -1 for an empty map.",
            f"{line} with most {kinds}, {width} words per row, {tie}, empty -> -1",
            f"Write a function that returns the number of the {line} (from 0) in which the most {kinds} occur. The map is a vector of tilemap words with {width} in a row, whole rows only. If several have equally many, return {tie}; return -1 if the map has no rows.",
            f"I want to know where my background is most detailed: the {line} with the largest number of {kinds}, {tie}. There are {width} words in each row of the map, and none at all gives -1.",
        ),
    )


def words_to_text_grid(rng: random.Random) -> Made:
    width = rng.choice((2, 4, 8))
    base = rng.choice(("hex", "attributes"))
    gap = rng.choice((" ", ",", ""))
    if base == "hex":
        form, args = "%03X", "words[i] & 0x3FF"
    else:
        form, args = "%d%c", "words[i] >> 10 & 7, words[i] & 0x2000 ? '!' : '.'"
    body = cpp(
        """
        std::vector<std::string> lines;
        for (size_t i = 0; i < words.size(); ++i) {
          char cell[8];
          std::snprintf(cell, sizeof cell, "@form", @args);
          if (i % @width == 0) lines.emplace_back();
          @gap
          lines.back() += cell;
        }
        return lines;
        """,
        form=form,
        args=args,
        width=width,
        gap=f'else lines.back() += "{gap}";' if gap else "",
    ).replace("  \n", "")

    def oracle(words: list[int]) -> list[str]:
        cells = [
            f"{one % 1024:03X}" if base == "hex" else f"{_field(one, 'palette')}{'.!'[_field(one, 'priority')]}"
            for one in words
        ]
        return [gap.join(cells[i : i + width]) for i in range(0, len(cells), width)]

    cell = (
        "its tile number as three upper-case hex digits"
        if base == "hex"
        else 'its palette as one digit and then "!" if its priority bit is set, else "."'
    )
    between = {
        " ": "separated by single spaces",
        ",": "separated by commas without spaces",
        "": "without anything between",
    }[gap]
    return Made(
        f"std::vector<std::string> @f({WORDS} words)",
        body,
        oracle,
        lambda r: [_words(r, r.choice((0, 1, width, width + 1, 2 * width)))],
        (
            f"Print a tilemap, {width} cells a line, each as {cell}, {between}. The last line may be shorter.",
            f"map dump: {width} words a line -> {cell}; {between}; no words, no lines",
            f"Write a function that turns tilemap words into lines of text for a log. A line has {width} cells (the last one what is left), {between}; a cell is {cell}. The word is vhopppcc cccccccc.",
            f"For a bug report I want to see a piece of a BG map as text. {width} cells make a line, {between}. Show for each cell {cell}. Return the lines. Word: {_LAYOUT}.",
        ),
    )


def palette_of_cell_group(rng: random.Random) -> Made:
    width, side = rng.choice(((8, 2), (16, 2), (8, 4)))
    wanted = rng.choice(("apply", "mixed"))
    per = width // side
    if wanted == "apply":
        body = cpp(
            """
            for (size_t i = 0; i < map.size(); ++i) {
              const size_t x = i % @width / @side, y = i / @width / @side;
              map[i] = (map[i] & 0xE3FF) | (palettes[y * @per + x] & 7) << 10;
            }
            """,
            width=width,
            side=side,
            per=per,
        )
        returns, first = "void", WORD_BUFFER
    else:
        body = cpp(
            """
            int mixed = 0;
            for (size_t i = 0; i < map.size(); ++i) {
              const size_t x = i % @width / @side, y = i / @width / @side;
              if ((map[i] >> 10 & 7) != palettes[y * @per + x]) ++mixed;
            }
            return mixed;
            """,
            width=width,
            side=side,
            per=per,
        )
        returns, first = "int", WORDS

    def oracle(cells: list[int], palettes: list[int]) -> object:
        big = [palettes[i : i + per] for i in range(0, len(palettes), per)]
        wide = [[one for one in row for _ in range(side)] for row in big for _ in range(side)]
        flat = [one for row in wide for one in row]
        wrong = 0
        for i, word in enumerate(cells):
            wrong += _field(word, "palette") != flat[i]
            if wanted == "apply":
                cells[i] = word % 1024 + flat[i] % 8 * 1024 + word // 0x2000 * 0x2000
        return None if wanted == "apply" else wrong

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 3)
        palettes = [r.randrange(8 if wanted == "mixed" else r.choice((8, 256))) for _ in range(rows * per)]
        words = _words(r, width * side * rows)
        if wanted == "mixed":
            for i in range(len(words)):
                if r.random() < 0.8:
                    one = palettes[i // width // side * per + i % width // side]
                    words[i] = words[i] & 0xE3FF | one << 10
        return [words, bytes(palettes)]

    form = f"The map has {width} words a row; `palettes` has a byte for each block of {side}x{side} cells, {per} a row, and is long enough."
    goal = (
        "give every cell the palette of its block (the lower three bits of the byte), in place, and leave its other bits"
        if wanted == "apply"
        else "count the cells whose palette is not the one of their block"
    )
    return Made(
        f"{returns} @f({first} map, {BYTES} palettes)",
        body,
        oracle,
        given,
        (
            f"Attribute blocks for a BG map: {goal}. {form}",
            f"{side}x{side}-cell palette blocks ({per} per row) over a map {width} cells wide: {goal}",
            f"Write a function that lets me treat an SNES background like one with an attribute table. {form} It should {goal}. The palette of a word is in bits 10 to 12.",
            f"My converter knows one palette for {side}x{side} tiles each. {form} Now {goal}. Words are vhopppcc cccccccc.",
        ),
    )


RECIPES = (
    count_words_by_palette,
    swap_two_palettes,
    differing_fields,
    paste_some_fields,
    matching_cells,
    column_of_screen_bytes,
    flag_in_rectangle,
    first_free_tile_number,
    rows_like_above,
    mirrored_neighbours,
    shift_tiles_from,
    busiest_line,
    words_to_text_grid,
    palette_of_cell_group,
)
