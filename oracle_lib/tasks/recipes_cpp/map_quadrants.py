"""Tables of 16x16 and 32x32 tiles: what uses what, edits of one quadrant, what repeats or mirrors, maps built of them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"
_ROWS = "upper left, upper right, lower left, lower right"
_COLUMNS = "upper left, lower left, upper right, lower right"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _table(r: random.Random, count: int, tiles: int = 3) -> list[int]:
    out: list[int] = []
    for _ in range(count):
        if out and r.random() < 0.3:
            at = r.randrange(len(out) // 4) * 4
            out += out[at : at + 4]
        else:
            out += [r.randrange(tiles) | r.choice((0, 0, 0, 0x400, 0x4000, 0x8000, 0x2000)) for _ in range(4)]
    return out


def _fours(table: list[int]) -> list[tuple[int, ...]]:
    return [tuple(table[i : i + 4]) for i in range(0, len(table) - 3, 4)]


def users_of_small_tile(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "places", "count"))
    raw = rng.random() < 0.4
    reading = "table[i * 2] | table[i * 2 + 1] << 8" if raw else "table[i]"
    end = "table.size() / 8 * 4" if raw else "table.size() / 4 * 4"
    head, step, final = {
        "list": (
            "std::set<int> result;",
            "result.insert(i / 4);",
            "return std::vector<int>(result.begin(), result.end());",
        ),
        "places": (
            "std::vector<int> result;",
            "result.insert(result.end(), {int(i / 4), int(i % 4)});",
            "return result;",
        ),
        "count": ("int result = 0;", "++result;", "return result;"),
    }[wanted]
    value = f"({reading})" if raw else reading
    body = f"{head}\nfor (size_t i = 0; i < {end}; ++i)\n  if (({value} & 0x3FF) == tile) {step}\n{final}"

    def oracle(table: list[int], tile: int) -> object:
        if raw:
            table = [table[i] + table[i + 1] * 256 for i in range(0, len(table) - 1, 2)]
        hits = [(n, q) for n, four in enumerate(_fours(table)) for q, one in enumerate(four) if one % 1024 == tile]
        if wanted == "count":
            return len(hits)
        return sorted({n for n, _ in hits}) if wanted == "list" else [one for hit in hits for one in hit]

    def given(r: random.Random) -> list[object]:
        table = _table(r, r.choice((0, 1, 3, 5))) + r.choice(([], [], [1]))
        return [bytes(b for w in table for b in w.to_bytes(2, "little")) if raw else table, r.randrange(3)]

    goal = {
        "list": "the numbers of the tile16s that use it in any quadrant, ascending",
        "places": "every place that uses it as a flat list: tile16 number, quadrant (0 to 3 as stored), and so on in order",
        "count": "how many quadrants of the table use it",
    }[wanted]
    form = "bytes, eight a tile16 (four little-endian words)" if raw else "words, four a tile16"
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BYTES if raw else WORDS} table, int tile)",
        body,
        oracle,
        given,
        (
            f"Who uses 8x8 tile number `tile` in my tile16 table? Give me {goal}; attributes don't matter, a partial last entry is ignored.",
            f"tile16 table ({form}), reverse lookup of an 8x8 tile number -> {goal}",
            f"Write a function that finds the uses of an 8x8 tile before I overwrite its graphics. The table of 16x16 tiles has {form}; the tile number is in bits 0-9 of a word. Return {goal}. An incomplete entry at the end doesn't count.",
            f"My graphics editor shows where a tile is used. For tile number `tile` I need {goal}. The table is given as {form}, vhopppcc cccccccc each; flips, palette and priority don't matter, and neither does what follows the last whole tile16.",
        ),
    )


def set_quadrant_everywhere(rng: random.Random) -> Made:
    order = rng.choice(("rows", "columns"))
    count = rng.random() < 0.5
    quadrant = rng.choice(("number", "xy"))
    place = "quadrant" if quadrant == "number" else ("y * 2 + x" if order == "rows" else "x * 2 + y")
    field = rng.choice(("word", "tile"))
    cell = f"table[i + {place}]"
    new = "to" if field == "word" else "(word & 0xFC00) | to"
    test = "word == from" if field == "word" else "(word & 0x3FF) == from"
    body = cpp(
        """
        @head
        for (size_t i = 0; i + 4 <= table.size(); i += 4) {
          uint16_t& word = @cell;
          if (@test) @step
        }
        @final
        """,
        head="int changed = 0;" if count else "",
        cell=cell,
        test=test,
        step=f"{{\n    word = {new};\n    ++changed;\n  }}" if count else f"word = {new};",
        final="return changed;" if count else "",
    ).strip("\n")

    def oracle(table: list[int], *rest: int) -> object:
        if quadrant == "number":
            q, old, new_ = rest
        else:
            (x, y, old, new_) = rest
            q = {"rows": ((0, 1), (2, 3)), "columns": ((0, 2), (1, 3))}[order][y][x]
        hits = [
            i for i in range(q, len(table) // 4 * 4, 4) if (table[i] if field == "word" else table[i] % 1024) == old
        ]
        for i in hits:
            table[i] = new_ if field == "word" else table[i] // 1024 * 1024 + new_
        return len(hits) if count else None

    def given(r: random.Random) -> list[object]:
        table = _table(r, r.choice((0, 1, 3, 5)), 2) + r.choice(([], [1, 1, 1]))
        which = [r.randrange(4)] if quadrant == "number" else [r.randrange(2), r.randrange(2)]
        old = r.choice([w if field == "word" else w % 1024 for w in table] or [1])
        return [table, *which, old, r.randrange(0x10000 if field == "word" else 0x400)]

    where = (
        "quadrant `quadrant` (0 to 3 as stored)"
        if quadrant == "number"
        else f"the quadrant in column x and row y (0 or 1 each; a tile16's words are stored {_ROWS if order == 'rows' else _COLUMNS})"
    )
    what = (
        "word `from` becomes word `to`"
        if field == "word"
        else "tile number `from` becomes `to` and keeps its attributes (tile number: bits 0-9)"
    )
    told = " Return how many entries were changed, counting those with from equal to to as well." if count else ""
    args = "int quadrant" if quadrant == "number" else "int x, int y"
    return Made(
        f"{'int' if count else 'void'} @f({WORD_BUFFER} table, {args}, uint16_t from, uint16_t to)",
        body,
        oracle,
        given,
        (
            f"Search and replace in just one quadrant of all tile16s: in {where}, {what}. In place.{told}",
            f"tile16 table, 4 words each: {where}: {what}; other quadrants stay.{told}",
            f"Write a function that replaces within one quadrant of every 16x16 tile. `table` has four tilemap words a tile, changed in place; words after the last whole tile stay. In {where}, {what}.{told}",
            f"A bush in my tile set has a wrong corner. Go through all tile16s (four words each) and look only at {where}: {what}. Leave an incomplete last entry as it is.{told}",
        ),
    )


def unused_big_tiles(rng: random.Random) -> Made:
    wanted = rng.choice(("unused", "first", "rare", "usedcount"))
    skip = rng.choice((0, 1)) if wanted in ("unused", "first") else 0
    limit = rng.choice((2, 3))
    head = "std::vector<int> counts(total);\nfor (uint16_t tile : map)\n  if (tile < total) ++counts[tile];\n"
    tail = {
        "unused": f"std::vector<int> result;\nfor (int i = {skip}; i < total; ++i)\n  if (counts[i] == 0) result.push_back(i);\nreturn result;",
        "first": f"for (int i = {skip}; i < total; ++i)\n  if (counts[i] == 0) return i;\nreturn -1;",
        "rare": f"std::vector<int> result;\nfor (int i = 0; i < total; ++i)\n  if (counts[i] > 0 && counts[i] < {limit}) result.push_back(i);\nreturn result;",
        "usedcount": "return total - std::count(counts.begin(), counts.end(), 0);",
    }[wanted]

    def oracle(cells: list[int], total: int) -> object:
        used = set(cells)
        free = [i for i in range(total) if i not in used and i >= skip]
        if wanted == "rare":
            return sorted(i for i in used if i < total and cells.count(i) < limit)
        return {"unused": free, "first": free[0] if free else -1, "usedcount": len(used & set(range(total)))}[wanted]

    goal = {
        "unused": f"the numbers from {skip} to total - 1 that the map doesn't use, ascending",
        "first": f"the lowest number from {skip} to total - 1 that the map doesn't use, -1 if all are used",
        "rare": f"the numbers below `total` that the map uses at least once but fewer than {limit} times, ascending",
        "usedcount": "how many of the numbers below `total` the map uses",
    }[wanted]
    also = " (tile 0 stays reserved)" if skip else ""
    return Made(
        f"{'std::vector<int>' if wanted in ('unused', 'rare') else 'int'} @f({WORDS} map, int total)",
        head + tail,
        oracle,
        lambda r: [[r.randrange(r.choice((4, 9, 12))) for _ in range(r.choice((0, 3, 8, 14)))], r.randrange(1, 9)],
        (
            f"tile16 usage: {goal}{also}. The map may contain numbers from `total` on; ignore those.",
            f"map of tile16 numbers -> {goal}{also}",
            f"Write a function for the statistics of my tile16 editor. `map` is a list of tile16 numbers, the table has `total` entries. Return {goal}{also}. Numbers in the map that are not below `total` don't count.",
            f"I'm short of 16x16 tiles. From all the numbers on the maps and the size of the table I'd like {goal}{also}. Some cells hold garbage from `total` on, which you can skip.",
        ),
    )


def word_at_small_cell(rng: random.Random) -> Made:
    width = rng.choice((16, 32, 64))
    order = rng.choice(("rows", "columns"))
    unit = rng.choice(("cell", "pixel"))
    div, mod = ("2", "") if unit == "cell" else ("16", " / 8")
    field = rng.choice(("word", "tile", "palette"))
    q = f"y{mod} % 2 * 2 + x{mod} % 2" if order == "rows" else f"x{mod} % 2 * 2 + y{mod} % 2"
    tail = {"word": "", "tile": " & 0x3FF", "palette": " >> 10 & 7"}[field]
    body = f"if (x < 0 || y < 0) return -1;\nconst size_t column = x / {div}, at = y / {div} * {width} + column;\nif (column >= {width} || at >= map.size()) return -1;\nconst size_t entry = map[at] * 4 + ({q});\nreturn entry < table.size() ? table[entry]{tail} : -1;"

    def oracle(cells: list[int], table: list[int], x: int, y: int) -> int:
        side = 2 if unit == "cell" else 16
        rows = [cells[i : i + width] for i in range(0, len(cells), width)]
        column, row = x // side, y // side
        if not (0 <= column < width and 0 <= row < len(rows) and column < len(rows[row])):
            return -1
        right, down = x % side >= side // 2, y % side >= side // 2
        quarter = (down * 2 + right) if order == "rows" else (right * 2 + down)
        entry = table[4 * rows[row][column] :][quarter : quarter + 1]
        if not entry:
            return -1
        return {"word": entry[0], "tile": entry[0] % 1024, "palette": entry[0] // 1024 % 8}[field]

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 4)
        size = 2 if unit == "cell" else 16
        table = [r.getrandbits(16) for _ in range(4 * r.randrange(1, 5) - r.choice((0, 0, 1)))]
        return [
            [r.randrange(4) for _ in range(width * rows)],
            table,
            r.choice((-1, 0, width * size, *(r.randrange(width * size) for _ in range(6)))),
            r.choice((-1, rows * size, *(r.randrange(rows * size) for _ in range(7)))),
        ]

    what = {
        "word": "the 8x8 tile's word",
        "tile": "the number of the 8x8 tile",
        "palette": "the palette of the 8x8 tile",
    }[field]
    where = "at 8x8 cell (x, y)" if unit == "cell" else "under pixel (x, y)"
    stored = _ROWS if order == "rows" else _COLUMNS
    return Made(
        f"int @f({WORDS} map, {WORDS} table, int x, int y)",
        body,
        oracle,
        given,
        (
            f"map16 lookup: {what} {where}; map {width} tile16s wide, entries {stored}; -1 off the map or beyond the table.",
            f"{what} {where}, map[{width} per row] of tile16 numbers, table: {stored}; anything out of range -> -1",
            f"Write a function that returns {what} {where} of a map made of 16x16 tiles. The map has {width} tile numbers a row. `table` has four tilemap words a 16x16 tile: {stored}. Return -1 if the position isn't on the map (negative, too far right, beyond the last cell) or the word isn't in the table. Tile number: bits 0-9, palette: bits 10-12.",
            f"For a tooltip I need {what} {where}. `map` consists of tile16 numbers, {width} in a row; a tile16's words are {stored}. Positions outside of the map and words that the table lacks give -1. Words: vhopppcc cccccccc.",
        ),
    )


def build_big_tiles(rng: random.Random) -> Made:
    width = rng.choice((4, 6, 8))
    order = rng.choice(("rows", "columns"))
    wanted = rng.choice(("table", "map", "count"))
    order_said = _ROWS if order == "rows" else _COLUMNS
    take = (
        f"grid[at], grid[at + 1], grid[at + {width}], grid[at + {width + 1}]"
        if order == "rows"
        else f"grid[at], grid[at + {width}], grid[at + 1], grid[at + {width + 1}]"
    )
    final = {
        "map": "return map;",
        "count": "return tiles.size();",
        "table": "std::vector<uint16_t> table;\nfor (const auto& one : tiles) table.insert(table.end(), one.begin(), one.end());\nreturn table;",
    }[wanted]
    body = cpp(
        """
        std::vector<std::array<uint16_t, 4>> tiles;
        @head
        for (size_t y = 0; (y + 2) * @width <= grid.size(); y += 2)
          for (size_t x = 0; x < @width; x += 2) {
            const size_t at = y * @width + x;
            const std::array<uint16_t, 4> one = {@take};
            const auto found = std::find(tiles.begin(), tiles.end(), one);
            @push
            if (found == tiles.end()) tiles.push_back(one);
          }
        @final
        """,
        head="std::vector<uint16_t> map;" if wanted == "map" else "",
        width=width,
        take=take,
        push="map.push_back(found - tiles.begin());" if wanted == "map" else "",
        final=final,
    )
    body = "\n".join(line for line in body.split("\n") if line.strip())

    def oracle(grid: list[int]) -> object:
        rows = [grid[i : i + width] for i in range(0, len(grid) - width + 1, width)]
        blocks = []
        for upper, lower in zip(rows[::2], rows[1::2], strict=False):
            for x in range(0, width, 2):
                a, b, c, d = *upper[x : x + 2], *lower[x : x + 2]
                blocks.append((a, b, c, d) if order == "rows" else (a, c, b, d))
        known = list(dict.fromkeys(blocks))
        return {
            "map": [known.index(one) for one in blocks],
            "count": len(known),
            "table": [one for four in known for one in four],
        }[wanted]

    goal = {
        "table": f"the table of the different 2x2 blocks in the order of their first appearance (four numbers each: {order_said})",
        "map": "the map of 2x2 blocks, where every block is named by its place among the different blocks in the order of first appearance",
        "count": "how many different 2x2 blocks there are",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<uint16_t>'} @f({WORDS} grid)",
        body,
        oracle,
        lambda r: [[r.choice((0, 0, 0, 1)) for _ in range(width * r.choice((0, 1, 2, 4, 5)))]],
        (
            f"Build tile32s from a grid of tile16 numbers, {width} a row: return {goal}. Blocks row by row; an odd last row is ignored.",
            f"{width}-wide grid cut into 2x2 blocks (reading order) -> {goal}; no mirroring, leftover row dropped",
            f"Write a function for the saving of an overworld. The grid of tile16 numbers has {width} columns and any number of rows; cut it into 2x2 blocks, left to right and top to bottom (a last row without a partner is left out). Return {goal}. Blocks are the same only if all four numbers are.",
            f"My editor works with 16x16 tiles, the game with 32x32 ones. From the grid ({width} numbers a row) I want {goal}. The blocks are taken in reading order, whole ones only.",
        ),
    )


def plain_big_tiles(rng: random.Random) -> Made:
    test = rng.choice(("same", "tile", "hmirror", "palette"))
    wanted = rng.choice(("list", "count", "flags"))
    cond = {
        "same": "a == b && a == c && a == d",
        "tile": "((a ^ b) & 0x3FF) == 0 && ((a ^ c) & 0x3FF) == 0 && ((a ^ d) & 0x3FF) == 0",
        "hmirror": "(a ^ b) == 0x4000 && (c ^ d) == 0x4000",
        "palette": "((a ^ b) & 0x1C00) || ((a ^ c) & 0x1C00) || ((a ^ d) & 0x1C00)",
    }[test]
    head, step = {
        "list": ("std::vector<int> result;", f"if ({cond}) result.push_back(i / 4);"),
        "count": ("int result = 0;", f"if ({cond}) ++result;"),
        "flags": ("std::vector<uint8_t> result;", f"result.push_back({cond});"),
    }[wanted]
    body = f"{head}\nfor (size_t i = 0; i + 4 <= table.size(); i += 4) {{\n  const int a = table[i], b = table[i + 1], c = table[i + 2], d = table[i + 3];\n  {step}\n}}\nreturn result;"

    def is_one(four: tuple[int, ...]) -> bool:
        tiles = {one % 1024 for one in four}
        if test == "same":
            return len(set(four)) == 1
        if test == "tile":
            return len(tiles) == 1
        if test == "palette":
            return len({one // 1024 % 8 for one in four}) > 1
        return all({a, b} == {a & 0xBFFF, a | 0x4000} and a != b for a, b in (four[:2], four[2:]))

    def oracle(table: list[int]) -> object:
        marks = [is_one(four) for four in _fours(table)]
        found = [i for i, one in enumerate(marks) if one]
        return {"list": found, "count": len(found), "flags": [int(one) for one in marks]}[wanted]

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.choice((0, 1, 4, 6))):
            a = r.randrange(3) | r.choice((0, 0x400, 0x4000))
            kind = r.randrange(5)
            four = [a] * 4
            if kind == 1:
                four = [a, a ^ 0x4000, a + 1, (a + 1) ^ 0x4000]
            if kind == 2:
                four[r.randrange(4)] ^= r.choice((0x400, 0x1000, 0x8000, 0x4000))
            if kind == 3:
                four[r.randrange(4)] ^= r.choice((1, 0x200))
            out += four
        return [out + r.choice(([], [0, 0, 0]))]

    which = {
        "same": "whose four words are all equal",
        "tile": "whose four quadrants show the same 8x8 tile number, whatever the attributes",
        "hmirror": "whose right half is the left one mirrored (in both rows the right word differs from the left one in the horizontal flip and in nothing else)",
        "palette": "that mix palettes, so not all four quadrants have the same one",
    }[test]
    goal = {
        "list": f"the numbers of the tile16s {which}, ascending",
        "count": f"how many tile16s there are {which}",
        "flags": f"a byte for each tile16: 1 for those {which}, 0 for the others",
    }[wanted]
    returns = {"list": "std::vector<int>", "count": "int", "flags": "std::vector<uint8_t>"}[wanted]
    return Made(
        f"{returns} @f({WORDS} table)",
        body,
        oracle,
        given,
        (
            f"tile16 table (4 words each, {_ROWS}): {goal}. Whole entries only.",
            f"Scan the tile16s for me: {goal}; incomplete last entry ignored.",
            f"Write a function that examines a table of 16x16 tiles, four tilemap words each in the order {_ROWS} (the tile number in bits 0-9, the palette in bits 10-12, flips in bits 14 and 15). Return {goal}. What remains after the last whole entry is ignored.",
            f"A filter of my tile selector needs {goal}. The table has four words vhopppcc cccccccc for each tile16 ({_ROWS}). Skip a partial entry at the end.",
        ),
    )


def swap_big_tiles(rng: random.Random) -> Made:
    size = rng.choice((4, 4, 8))
    fail = rng.random() < 0.5
    guard = f"if (std::max(a, b) * {size} + {size} > table.size()) return{' false' if fail else ''};"
    body = f"{guard}\nfor (size_t i = 0; i < {size}; ++i) std::swap(table[a * {size} + i], table[b * {size} + i]);\nfor (uint16_t& tile : map)\n  if (tile == a) tile = b;\n  else if (tile == b) tile = a;"
    if fail:
        body += "\nreturn true;"
    kind = WORD_BUFFER if size == 4 else BUFFER

    def oracle(table: list[int], cells: list[int], a: int, b: int) -> object:
        entries = [table[i : i + size] for i in range(0, len(table) - size + 1, size)]
        if max(a, b) >= len(entries):
            return False if fail else None
        names = {a: b, b: a}
        table[: size * len(entries)] = [x for i in range(len(entries)) for x in entries[names.get(i, i)]]
        cells[:] = [names.get(one, one) for one in cells]
        return True if fail else None

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        table = [r.getrandbits(16 if size == 4 else 8) for _ in range(size * count + r.choice((0, 0, 3)))]
        return [
            table if size == 4 else bytes(table),
            [r.randrange(5) for _ in range(r.randrange(8))],
            r.randrange(count),
            r.choice((r.randrange(count), r.randrange(count), count)),
        ]

    form = "four words" if size == 4 else "eight bytes"
    told = (
        "do nothing and return false if the table lacks one of them, else return true"
        if fail
        else "do nothing if the table lacks one of them"
    )
    return Made(
        f"{'bool' if fail else 'void'} @f({kind} table, {WORD_BUFFER} map, size_t a, size_t b)",
        body,
        oracle,
        given,
        (
            f"Swap tile16s a and b in the table ({form} each) and in the map, so that the map looks as before; {told}.",
            f"exchange table entries a, b ({form}) + renumber map cells a <-> b, in place; {told}",
            f"Write a function that lets the user reorder 16x16 tiles by drag and drop. It exchanges the entries `a` and `b` of the table ({form} an entry) and, as the map should not look different, also the numbers a and b in the map; {told}. Only whole entries count.",
            f"In my tile16 editor one can exchange two tiles. Both the table ({form} each) and all cells of `map` that name one of them have to change, in place; {told} (an incomplete last entry counts as missing).",
        ),
    )


def changed_quadrants(rng: random.Random) -> Made:
    wanted = rng.choice(("masks", "records", "entries"))
    mask = rng.choice((0xFFFF, 0x3FF))
    test = "old[i + q] != now[i + q]" if mask == 0xFFFF else "(old[i + q] ^ now[i + q]) & 0x3FF"
    step = {
        "masks": "result.push_back(mask);",
        "records": "if (mask) result.insert(result.end(), {int(i / 4), mask});",
        "entries": "if (mask) result.push_back(i / 4);",
    }[wanted]
    body = cpp(
        """
        std::vector<int> result;
        for (size_t i = 0; i + 4 <= std::min(old.size(), now.size()); i += 4) {
          int mask = 0;
          for (int q = 0; q < 4; ++q)
            if (@test) mask |= 1 << q;
          @step
        }
        return result;
        """,
        test=test,
        step=step,
    )

    def oracle(old: list[int], now: list[int]) -> list[int]:
        masks = [
            sum(2**q for q in range(4) if a[q] & mask != b[q] & mask)
            for a, b in zip(_fours(old), _fours(now), strict=False)
        ]
        hit = [(i, one) for i, one in enumerate(masks) if one]
        return {"masks": masks, "records": [x for one in hit for x in one], "entries": [i for i, _ in hit]}[wanted]

    def given(r: random.Random) -> list[object]:
        old = _table(r, r.choice((0, 2, 4, 5)))
        now = list(old)
        for _ in range(r.randrange(4) if old else 0):
            now[r.randrange(len(now))] ^= r.choice((1, 2, 0x4000, 0x400))
        return [old + r.choice(([], [1, 2, 3, 4])), now + r.choice(([], [0, 0]))]

    rule = "words" if mask == 0xFFFF else "tile numbers (bits 0-9)"
    goal = {
        "masks": f"for each tile16 a mask of the quadrants whose {rule} differ (bit n for word n of the entry)",
        "records": f"a flat list with the number and the quadrant mask (bit n for word n) of every tile16 in which {rule} differ",
        "entries": f"the numbers of the tile16s in which {rule} differ, ascending",
    }[wanted]
    return Made(
        f"std::vector<int> @f({WORDS} old, {WORDS} now)",
        body,
        oracle,
        given,
        (
            f"diff of two tile16 tables: {goal}; only entries that are whole in both count",
            f"What did I change in my tile16s? Return {goal}. Compare as many whole entries as both tables have.",
            f"Write a function that compares two versions of a table of 16x16 tiles (four tilemap words an entry). It returns {goal}. The tables may differ in length; what only one of them has is ignored, and so are incomplete entries.",
            f"For a change log I need {goal}. Both tables have four words a tile16; stop where the shorter one has no whole entry left. (Words: vhopppcc cccccccc.)",
        ),
    )


def remove_big_tile(rng: random.Random) -> Made:
    size = rng.choice((4, 2, 1))
    to = rng.choice((0, 0xFFFF))
    used = rng.random() < 0.4
    guard = "if (std::find(map.begin(), map.end(), tile) != map.end()) return false;\n" if used else ""
    change = (
        "if (cell > tile) --cell;"
        if used
        else f"if (cell == tile) cell = {hexadecimal(to)};\n  else if (cell > tile{' && cell != 0xFFFF' if to else ''}) --cell;"
    )
    if used:
        body = f"if ((tile + 1) * {size} > table.size()) return false;\n{guard}table.erase(table.begin() + tile * {size}, table.begin() + (tile + 1) * {size});\nfor (uint16_t& cell : map)\n  {change}\nreturn true;"
    else:
        body = f"if ((tile + 1) * {size} > table.size()) return false;\ntable.erase(table.begin() + tile * {size}, table.begin() + (tile + 1) * {size});\nfor (uint16_t& cell : map)\n  {change}\nreturn true;"

    def oracle(table: list[int], cells: list[int], tile: int) -> bool:
        if len(table) < size * (tile + 1) or (used and tile in cells):
            return False
        table[:] = table[: size * tile] + table[size * tile + size :]
        for i, one in enumerate(cells):
            if one == tile:
                cells[i] = to
            elif one > tile and not (to and not used and one == 0xFFFF):
                cells[i] = one - 1
        return True

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 6)
        tile = r.randrange(count + 1)
        cells = [
            r.choice((r.randrange(count), r.randrange(count), 0xFFFF if not used and to else 0))
            for _ in range(r.randrange(8))
        ]
        if used and r.random() < 0.7:
            cells = [one for one in cells if one != tile]
        return [[r.getrandbits(16) for _ in range(size * count)], cells, tile]

    form = {4: "four words", 2: "two words", 1: "one word"}[size]
    rule = (
        "if the map still uses it, nothing changes and the result is false; else cells with higher numbers are lowered by one"
        if used
        else f"cells that use it get {hexadecimal(to)}, and higher numbers{' (but not 0xFFFF, which marks a cell without a tile)' if to else ''} are lowered by one"
    )
    return Made(
        f"bool @f({WORD_BUFFER} table, {WORD_BUFFER} map, size_t tile)",
        body,
        oracle,
        given,
        (
            f"Delete entry `tile` ({form}) from the block table and close the gap: {rule}. False if there is no such entry, else true.",
            f"erase block definition + renumber map: {rule}; no such entry -> false, done -> true. {form} an entry.",
            f"Write a function that removes a tile from a table with {form} an entry and keeps the map of tile numbers right, both in place: {rule}. If the table has no entry `tile`, change nothing and return false; return true when it's been removed.",
            f'"Delete block" in my editor: take entry `tile` out of the table ({form} each; later ones move up). On the map {rule}. The function returns whether it removed something; a number beyond the table removes nothing.',
        ),
    )


def type_of_big_tile(rng: random.Random) -> Made:
    rule = rng.choice(("most", "max", "bits", "all"))
    solid = rng.choice((0x01, 0x02, 0x27))
    need = rng.choice((2, 3))
    step = {
        "most": f"int solid = 0;\n  for (int q = 0; q < 4; ++q)\n    if (types[table[i + q] & 0x3FF] == {hexadecimal(solid)}) ++solid;\n  result.push_back(solid >= {need});",
        "max": "uint8_t best = 0;\n  for (int q = 0; q < 4; ++q) best = std::max(best, types[table[i + q] & 0x3FF]);\n  result.push_back(best);",
        "bits": f"uint8_t mask = 0;\n  for (int q = 0; q < 4; ++q)\n    if (types[table[i + q] & 0x3FF] == {hexadecimal(solid)}) mask |= 1 << q;\n  result.push_back(mask);",
        "all": "const uint8_t first = types[table[i] & 0x3FF];\n  bool same = true;\n  for (int q = 1; q < 4; ++q) same &= types[table[i + q] & 0x3FF] == first;\n  result.push_back(same ? first : 0xFF);",
    }[rule]
    body = f"std::vector<uint8_t> result;\nfor (size_t i = 0; i + 4 <= table.size(); i += 4) {{\n  {step}\n}}\nreturn result;"

    def oracle(table: list[int], types: list[int]) -> list[int]:
        out = []
        for four in _fours(table):
            kinds = [types[one % 1024] for one in four]
            out.append(
                {
                    "most": int(kinds.count(solid) >= need),
                    "max": max(kinds),
                    "bits": sum(2**i for i, one in enumerate(kinds) if one == solid),
                    "all": kinds[0] if len(set(kinds)) == 1 else 255,
                }[rule]
            )
        return out

    def given(r: random.Random) -> list[object]:
        return [
            _table(r, r.choice((0, 1, 3, 5)), 4) + r.choice(([], [0])),
            bytes(r.choice((solid, solid, 0, 5)) for _ in range(4)),
        ]

    goal = {
        "most": f"1 if at least {need} of its quadrants have the type {hexadecimal(solid)}, else 0",
        "max": "the highest type among its four quadrants",
        "bits": f"a mask of the quadrants with type {hexadecimal(solid)} (bit n for its word n)",
        "all": "the type of its quadrants if all four have the same, else 0xFF",
    }[rule]
    return Made(
        f"std::vector<uint8_t> @f({WORDS} table, {BYTES} types)",
        body,
        oracle,
        given,
        (
            f"Collision of tile16s from that of their 8x8 tiles: for each one {goal}. types[n] is the type of 8x8 tile n.",
            f"per tile16 (4 words): {goal}; type of a quadrant = types[its tile number]; partial entry dropped",
            f"Write a function that derives a property for 16x16 tiles. `table` has four tilemap words for each (tile number in bits 0-9), and types[n] is the collision type of 8x8 tile number n, given for every tile that occurs. Return for each whole entry {goal}.",
            f"The game stores collision by 8x8 tiles, my editor draws it by 16x16 tiles. For every tile16 I want {goal}. The types are indexed by the tile numbers of the words (vhopppcc cccccccc) and reach far enough; words after the last whole tile16 are ignored.",
        ),
    )


def paint_small_cell(rng: random.Random) -> Made:
    width = rng.choice((4, 8, 16))
    limit = rng.choice((6, 8))
    body = cpp(
        """
        uint16_t& cell = map[y / 2 * @width + x / 2];
        std::array<uint16_t, 4> wanted;
        std::copy_n(table.begin() + cell * 4, 4, wanted.begin());
        wanted[y % 2 * 2 + x % 2] = word;
        for (size_t i = 0; i + 4 <= table.size(); i += 4)
          if (std::equal(wanted.begin(), wanted.end(), table.begin() + i)) {
            cell = i / 4;
            return cell;
          }
        if (table.size() / 4 >= @limit) return -1;
        cell = table.size() / 4;
        table.insert(table.end(), wanted.begin(), wanted.end());
        return cell;
        """,
        width=width,
        limit=limit,
    )

    def oracle(cells: list[int], table: list[int], x: int, y: int, word: int) -> int:
        at = y // 2 * width + x // 2
        entries = _fours(table)
        new = list(entries[cells[at]])
        new[(y & 1) << 1 | x & 1] = word
        if tuple(new) not in entries:
            if len(entries) >= limit:
                return -1
            entries.append(tuple(new))
            table += new
        cells[at] = entries.index(tuple(new))
        return cells[at]

    def given(r: random.Random) -> list[object]:
        count = r.choice((1, 3, limit - 1, limit))
        table = [r.randrange(2) for _ in range(4 * count)]
        return [
            [r.randrange(count) for _ in range(width * 2)],
            table,
            r.randrange(width * 2),
            r.randrange(4),
            r.choice((0, 1, 7)),
        ]

    return Made(
        f"int @f({WORD_BUFFER} map, {WORD_BUFFER} table, int x, int y, uint16_t word)",
        body,
        oracle,
        given,
        (
            f"Paint one 8x8 cell (x, y) of a tile16 map ({width} tile16s wide): only that spot may change, so use the first table entry with the needed four words, or append one (at most {limit} entries; -1 and no change if full). Return the cell's tile16.",
            f"copy-on-write edit: 8x8 cell (x, y) := word on map16 ({width} per row, table {_ROWS}); first equal entry, else append up to {limit} entries, else -1 untouched; -> tile16 number now in the map",
            f"Write a function that draws a single 8x8 tile on a map of 16x16 tiles without changing other places. The map has {width} tile16 numbers a row, `table` has four words each ({_ROWS}). The tile16 at 8x8 cell (x, y), on the map, with the quadrant replaced by `word`, is needed: take the lowest entry of the table that is equal to it; if none is, append it, provided the table has fewer than {limit} entries. Put the number in the map and return it; if the table is full return -1 and change nothing.",
            f"How do I let users draw 8x8 tiles when the game only knows 16x16 ones? Change the quadrant at 8x8 position (x, y) to `word` for this cell alone: look for a table entry ({_ROWS}) with the resulting four words (the first one), append it if there is none, and write its number to the map ({width} in a row). The table holds at most {limit} entries, so -1 and no change if it would grow beyond. Else return the number.",
        ),
    )


def quadrant_frequencies(rng: random.Random) -> Made:
    wanted = rng.choice(("top", "once"))
    weighted = rng.random() < 0.5
    if weighted:
        count = "for (uint16_t tile : map)\n  for (int q = 0; q < 4; ++q) ++counts[table[tile * 4 + q] & 0x3FF];"
    else:
        count = "for (uint16_t word : table) ++counts[word & 0x3FF];"
    final = {
        "top": "int best = -1;\nfor (const auto& [tile, times] : counts)\n  if (best < 0 || times > counts[best]) best = tile;\nreturn best;",
        "once": "std::vector<int> result;\nfor (const auto& [tile, times] : counts)\n  if (times == 1) result.push_back(tile);\nreturn result;",
    }[wanted]
    body = f"std::map<int, int> counts;\n{count}\n{final}"

    def oracle(table: list[int], cells: list[int] | None = None) -> object:
        fours = _fours(table)
        used = [fours[i] for i in cells] if cells is not None else fours
        tiles = [one % 1024 for four in used for one in four]
        if wanted == "once":
            return sorted(one for one in set(tiles) if tiles.count(one) == 1)
        return min(tiles, key=lambda one: (-tiles.count(one), one), default=-1)

    def given(r: random.Random) -> list[object]:
        count = r.choice((1, 2, 4))
        table = _table(r, count, r.choice((4, 9, 900)))
        return [table, [r.randrange(count) for _ in range(r.choice((0, 1, 3, 5)))]] if weighted else [table]

    over = (
        "on the map (each cell of the map counts the four quadrants of its tile16)"
        if weighted
        else "in the table of tile16s"
    )
    goal = {
        "top": f"the 8x8 tile number that occurs most often {over}, the lowest of several, -1 if there is none",
        "once": f"the 8x8 tile numbers that occur exactly once {over}, ascending",
    }[wanted]
    also = " All numbers in `map` are entries of the table." if weighted else ""
    return Made(
        f"{'int' if wanted == 'top' else 'std::vector<int>'} @f({WORDS} table{f', {WORDS} map' if weighted else ''})",
        body,
        oracle,
        given,
        (
            f"8x8 tile statistics: {goal}.{also}",
            f"tile16 table, 4 words each{' + map16' if weighted else ''} -> {goal}",
            f"Write a function that returns {goal}. The table has four tilemap words a tile16, whole entries only, and the tile number is in bits 0-9 of a word.{also}",
            f"To plan my VRAM I want {goal}. `table` consists of four words (vhopppcc cccccccc) for each 16x16 tile; attributes play no part.{also}",
        ),
    )


def split_table_in_corners(rng: random.Random) -> Made:
    order = rng.choice(((0, 1, 2, 3), (0, 2, 1, 3)))
    join = rng.random() < 0.5
    names = ("upper left", "upper right", "lower left", "lower right")
    listed = ", ".join(names[i] for i in order)
    cut = rng.choice(("words", "low bytes"))
    if join:
        body = cpp(
            """
            const size_t count = planes.size() / 4;
            std::vector<@kind> table;
            for (size_t i = 0; i < count; ++i)
              for (size_t plane : {@order}) table.push_back(planes[plane * count + i]);
            return table;
            """,
            kind="uint16_t" if cut == "words" else "uint8_t",
            order=", ".join(str(order.index(i)) for i in range(4)),
        )
    else:
        body = cpp(
            """
            std::vector<@kind> planes;
            for (size_t corner : {@order})
              for (size_t i = corner; i < table.size() / 4 * 4; i += 4) planes.push_back(table[i]);
            return planes;
            """,
            kind="uint16_t" if cut == "words" else "uint8_t",
            order=", ".join(map(str, order)),
        )

    def oracle(data: list[int]) -> list[int]:
        if not join:
            fours = _fours(data)
            return [four[i] for i in order for four in fours]
        count = len(data) // 4
        planes = {corner: data[n * count : (n + 1) * count] for n, corner in enumerate(order)}
        return [one for four in zip(*(planes[i] for i in range(4)), strict=True) for one in four]

    kind = ("uint16_t", WORDS) if cut == "words" else ("uint8_t", BYTES)
    name = "planes" if join else "table"

    def given(r: random.Random) -> list[object]:
        size = 4 * r.randrange(6) + r.choice((0, 0, 1, 3))
        return [[r.getrandbits(16) for _ in range(size)] if cut == "words" else r.randbytes(size)]

    thing = "words" if cut == "words" else "bytes"
    goal = (
        f"joins four tables of corners, all {listed} {thing} one behind the other, to one table with the four corners of each tile together ({_ROWS})"
        if join
        else f"splits a table with the four corners of each tile together ({_ROWS}) into four tables one behind the other: all {listed} {thing}"
    )
    rest = (
        f"The data is cut to a multiple of four {thing}; each table is a quarter of it (rounded down)."
        if join
        else "An incomplete last tile is left out."
    )
    return Made(
        f"std::vector<{kind[0]}> @f({kind[1]} {name})",
        body,
        oracle,
        given,
        (
            f"A function that {goal}. {rest}",
            f"block table layout: it {goal}; {rest[0].lower() + rest[1:]}",
            f"Write a function that {goal}. Some games keep the corners of their 2x2 blocks apart, so that an index register can be the block number. {rest}",
            f"My importer and the game differ in how blocks of 2x2 tiles are stored. I need a function that {goal}. {rest}",
        ),
    )


RECIPES = (
    users_of_small_tile,
    set_quadrant_everywhere,
    unused_big_tiles,
    word_at_small_cell,
    build_big_tiles,
    plain_big_tiles,
    swap_big_tiles,
    changed_quadrants,
    remove_big_tile,
    type_of_big_tile,
    paint_small_cell,
    quadrant_frequencies,
    split_table_in_corners,
)
