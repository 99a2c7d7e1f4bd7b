"""Blocks of maps: tile16 and tile32 tables kept small, mirrored, counted; collision maps, slopes, boxes, objects, packed layers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


QUARTERS = (
    ("upper left", "upper right", "lower left", "lower right"),
    ("upper left", "lower left", "upper right", "lower right"),
)


def _rows(cells: list[int], width: int) -> list[list[int]]:
    return [cells[i : i + width] for i in range(0, len(cells) - width + 1, width)] if width > 0 else []


def _blocks(r: random.Random, most: int = 5, least: int = 0) -> list[int]:
    """Words of some blocks of four, of which some are equal."""
    pool = [[r.getrandbits(16) for _ in range(4)] for _ in range(3)]
    return [word for _ in range(r.randrange(least, most + 1)) for word in r.choice((*pool, [0, 0, 0, 0]))]


def find_or_add_block(rng: random.Random) -> Made:
    most = rng.choice((0, 4, 6))
    body = cpp(
        """
        for (size_t at = 0; at + 4 <= table.size(); at += 4)
          if (std::equal(block.begin(), block.end(), table.begin() + at)) return at / 4;
        @full
        table.insert(table.end(), block.begin(), block.end());
        return table.size() / 4 - 1;
        """,
        full=f"if (table.size() >= {4 * most}) return -1;" if most else "",
    ).replace("\n\n", "\n")

    def oracle(table: list[int], block: list[int]) -> int:
        blocks = _rows(table, 4)
        if block not in blocks:
            if most and len(blocks) >= most:
                return -1
            blocks.append(block)
            table += block
        return blocks.index(block)

    def given(r: random.Random) -> list[object]:
        table = _blocks(r, most or 5)
        if most and r.random() < 0.4:
            table = [r.getrandbits(16) for _ in range(4 * most)]
        known = _rows(table, 4)
        return [table, list(r.choice(known)) if known and r.random() < 0.6 else [r.getrandbits(16) for _ in range(4)]]

    full = f" The table may have {most} entries; if it is full, return -1 and change nothing." if most else ""
    return Made(
        f"int @f({WORD_BUFFER} table, {WORDS} block)",
        body,
        oracle,
        given,
        (
            f"Index of a tile16 (4 words) in the tile16 table; append it if it isn't there yet.{full}",
            f"Write a function that looks up a block of four tile words in a table of such blocks and returns its number, the lowest if it occurs several times. A block that is missing is added at the end, and the result is its new number.{full}",
            f"How do I intern tile16 entries? `table` is a flat list, four words each; all four must be equal. Not found: push it and return the new index.{full}",
            f"i with table[4i..4i+3] == block, else append.{full}",
            f"While importing a picture I cut it into 16x16 blocks and want each different one only once in the tile16 table. For one block (4 words): its number there, adding it if needed.{full}",
        ),
    )


def mirror_block(rng: random.Random) -> Made:
    order = rng.choice(QUARTERS)
    axis = rng.choice(("horizontal", "vertical"))
    bit = 0x4000 if axis == "horizontal" else 0x8000
    pairs = ((0, 1), (2, 3)) if axis == "horizontal" else ((0, 2), (1, 3))
    named = list(QUARTERS[0])
    swaps = [(order.index(named[a]), order.index(named[b])) for a, b in pairs]
    body = (
        "for (uint16_t& word : words) word ^= "
        + hexadecimal(bit)
        + ";\nfor (size_t at = 0; at + 4 <= words.size(); at += 4) {\n"
        + "".join(f"  std::swap(words[at{f' + {a}' if a else ''}], words[at + {b}]);\n" for a, b in map(sorted, swaps))
        + "}"
    )

    def oracle(words: list[int]) -> None:
        for at in range(0, len(words), 4):
            place = dict(zip(order, words[at : at + 4], strict=True))
            if axis == "horizontal":
                turned = {
                    "upper left": "upper right",
                    "upper right": "upper left",
                    "lower left": "lower right",
                    "lower right": "lower left",
                }
            else:
                turned = {
                    "upper left": "lower left",
                    "lower left": "upper left",
                    "upper right": "lower right",
                    "lower right": "upper right",
                }
            words[at : at + 4] = [
                int(f"{place[turned[name]]:016b}"[0], 2) * 0x8000 + place[turned[name]] % 0x8000 ^ bit for name in order
            ]

    way = "left to right" if axis == "horizontal" else "upside down"
    return Made(
        f"void @f({WORD_BUFFER} words)",
        body,
        oracle,
        lambda r: [_blocks(r, 3)],
        (
            f"Mirror tile16 blocks {way}, in place: four tile words each ({', '.join(order)}); swap quarters and toggle their {axis} flip.",
            f"Write a function that flips all blocks of a tile16 table {way}. A block is four tile words in the order {', '.join(order)}. Flipping exchanges its {'left and right' if axis == 'horizontal' else 'upper and lower'} quarters and inverts bit {bit.bit_length() - 1} of every word. There are only whole blocks.",
            f"How do I make mirrored copies of 16x16 blocks ({way})? Words: {', '.join(order)}; each tile must be flipped too ({hexadecimal(bit)}).",
            f"per 4 words: quarters mirrored {way}, each ^ ${bit:X}; order {', '.join(order)}",
            f"My mirrored dungeon needs mirrored tile16s. The table (flat, four words a block: {', '.join(order)}) is to be turned {way}; don't forget the flip bit in the words themselves.",
        ),
    )


def usage_of_blocks(rng: random.Random) -> Made:
    what = rng.choice(("unused", "once", "most", "beyond"))
    core = "std::vector<int> uses(count);\nfor (uint16_t block : map)\n  if (block < count) ++uses[block];\n"
    if what == "beyond":
        body = "std::vector<int> places;\nfor (size_t i = 0; i < map.size(); ++i)\n  if (map[i] >= count) places.push_back(i);\nreturn places;"
        returns = "std::vector<int>"
    elif what == "most":
        body = core + "if (count == 0) return -1;\nreturn std::max_element(uses.begin(), uses.end()) - uses.begin();"
        returns = "int"
    else:
        body = (
            core
            + f"std::vector<int> found;\nfor (int i = 0; i < count; ++i)\n  if (uses[i] == {0 if what == 'unused' else 1}) found.push_back(i);\nreturn found;"
        )
        returns = "std::vector<int>"

    def oracle(cells: list[int], count: int) -> object:
        if what == "beyond":
            return [i for i, cell in enumerate(cells) if not cell < count]
        tally = [sum(1 for cell in cells if cell == block) for block in range(min(count, 1024))]
        if what == "most":
            return tally.index(max(tally)) if tally else -1
        return [i for i, uses in enumerate(tally) if uses == (what == "once")]

    wanted = {
        "unused": "the numbers of all blocks that the map does not use, ascending",
        "once": "the numbers of all blocks that the map uses exactly once, ascending",
        "most": "the number of the block that the map uses most (the lowest of several; -1 if there are no blocks)",
        "beyond": "the indexes of all cells whose block number does not exist in the table",
    }[what]
    return Made(
        f"{returns} @f({WORDS} map, int count)",
        body,
        oracle,
        lambda r: [
            [r.choice((0, 1, 2, 3, r.randrange(12))) for _ in range(r.randrange(0, 12))],
            r.choice((0, 1, 4, 8, 10)),
        ],
        (
            f"Block map (words) and a block table of `count` entries: {wanted}.",
            f"Write a function that checks the use of blocks: it returns {wanted}. The map's cells are block numbers; the table has the numbers 0 to count - 1.{' Cells with other numbers are ignored.' if what != 'beyond' else ''}",
            f"How do I {'find free entries in' if what == 'unused' else 'find broken references to' if what == 'beyond' else 'get usage figures of'} my tile32 table (`count` blocks)? For one map I want {wanted}.{' Numbers that are not in the table do not matter.' if what != 'beyond' else ''}",
            f"b in 0..count-1{'' if what != 'beyond' else ' violated'} over map -> {wanted}",
            f"The overworld must get along with fewer blocks. Tell me {wanted}; there are `count` blocks{', and a cell with any other number counts for nothing' if what != 'beyond' else ''}.",
        ),
    )


def compact_block_table(rng: random.Random) -> Made:
    first_kept = rng.random() < 0.4
    body = cpp(
        """
        std::vector<int> renumbered(table.size() / 4, -1);
        std::vector<uint16_t> kept;
        @zero
        for (uint16_t& block : map) {
          if (renumbered[block] < 0) {
            renumbered[block] = kept.size() / 4;
            kept.insert(kept.end(), table.begin() + block * 4, table.begin() + block * 4 + 4);
          }
          block = renumbered[block];
        }
        table = kept;
        """,
        zero="renumbered[0] = 0;\nkept.assign(table.begin(), table.begin() + 4);" if first_kept else "",
    ).replace("\n\n", "\n")

    def oracle(cells: list[int], table: list[int]) -> None:
        blocks = _rows(table, 4)
        order = list(dict.fromkeys(([0] if first_kept else []) + cells))
        cells[:] = [order.index(cell) for cell in cells]
        table[:] = [word for number in order for word in blocks[number]]

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 6)
        return [[r.randrange(count) for _ in range(r.randrange(0, 8))], [r.getrandbits(16) for _ in range(4 * count)]]

    zero = "; block 0 always stays number 0" if first_kept else ""
    return Made(
        f"void @f({WORD_BUFFER} map, {WORD_BUFFER} table)",
        body,
        oracle,
        given,
        (
            f"Compact a block table (4 words each) for a map: keep only used blocks, numbered in order of first use{zero}; rewrite map and table.",
            f"Write a function that throws unused blocks out of a table of four words a block. The blocks that the map uses are renumbered in the order in which the map first uses them{zero}. The map gets the new numbers, the table only those blocks in the new order. All numbers in the map exist{'; the table is not empty' if first_kept else ''}.",
            f"How do I garbage-collect tile16s? `map` refers to `table` (flat, 4 words an entry). Afterwards the table holds just what is needed, first seen first{zero}, and the map fits it.",
            f"new number = rank of first occurrence in map{' (0 fixed)' if first_kept else ''}; table' = used blocks in that order",
            f"After deleting half of a level many blocks are no longer used. Shrink the table and renumber the map, both in place, by first appearance{zero}.",
        ),
    )


def tile_column_of_blocks(rng: random.Random) -> Made:
    order = rng.choice(QUARTERS)
    row = rng.random() < 0.5
    spot = {name: i for i, name in enumerate(order)}
    if row:
        a, b, c, d = (spot[name] for name in ("upper left", "upper right", "lower left", "lower right"))
        body = f"std::vector<uint16_t> out;\nfor (int x = 0; x < width; ++x) {{\n  size_t at = map[line / 2 * width + x] * 4;\n  out.push_back(table[at + (line % 2 ? {c} : {a})]);\n  out.push_back(table[at + (line % 2 ? {d} : {b})]);\n}}\nreturn out;"
    else:
        a, b, c, d = (spot[name] for name in ("upper left", "lower left", "upper right", "lower right"))
        body = f"std::vector<uint16_t> out;\nfor (size_t i = line / 2; i < map.size(); i += width) {{\n  size_t at = map[i] * 4;\n  out.push_back(table[at + (line % 2 ? {c} : {a})]);\n  out.push_back(table[at + (line % 2 ? {d} : {b})]);\n}}\nreturn out;"

    def oracle(cells: list[int], width: int, table: list[int], line: int) -> list[int]:
        picture: list[list[int]] = []
        for one in _rows(cells, width):
            blocks = [dict(zip(order, table[4 * cell : 4 * cell + 4], strict=True)) for cell in one]
            picture.append([block[f"upper {side}"] for block in blocks for side in ("left", "right")])
            picture.append([block[f"lower {side}"] for block in blocks for side in ("left", "right")])
        return picture[line] if row else [one[line] for one in picture]

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(1, 4)
        return [
            [r.randrange(4) for _ in range(width * height)],
            width,
            [r.getrandbits(16) for _ in range(16)],
            r.randrange(2 * (height if row else width)),
        ]

    thing = "row" if row else "column"
    return Made(
        f"std::vector<uint16_t> @f({BYTES} map, int width, {WORDS} table, int line)",
        body,
        oracle,
        given,
        (
            f"One {thing} of 8x8 tile words out of a map of 16x16 blocks (bytes, `width` a row): {thing} number `line` in tiles. Block = 4 words: {', '.join(order)}.",
            f"Write a function that returns tile {thing} `line` of a level, as needed for an upload while scrolling. `map` has block numbers in whole rows of `width`; block n consists of the words table[4n] to table[4n + 3] for its quarters {', '.join(order)}. Tile {thing}s count from the {'top' if row else 'left'}, two for each block {thing}. Return the words from {'left to right' if row else 'top to bottom'}.",
            f"How do I get the next {thing} of tiles when blocks are 2x2 tiles? Level: block numbers, row-major; table: {', '.join(order)} for each block; `line` = {thing} in tile units.",
            f"out = tiles of block {thing} line / 2, {'lower' if row else 'right'} half if line is odd; quarters {', '.join(order)}",
            f"The camera moved by 8 pixels, so a {thing} of tiles is due: number `line` of the whole level, two tile words for every block it crosses. A block's words in the table are {', '.join(order)}.",
        ),
    )


def ground_below(rng: random.Random) -> Made:
    limit = rng.choice((0x80, 0x10, 1))
    one_way = rng.random() < 0.4
    solid = f"map[i] >= {hexadecimal(limit)}" + (" || (map[i] == platform && y > row)" if one_way else "")
    body = cpp(
        """
        int height = map.size() / width;
        for (int y = row; y < height; ++y) {
          int i = y * width + column;
          if (@solid) return y@result;
        }
        return -1;
        """,
        solid=solid,
        result=(result := rng.choice((" * 16", ""))),
    )

    def oracle(cells: list[int], width: int, column: int, row: int, platform: int = -1) -> int:
        line = [one[column] for one in _rows(cells, width)]
        hits = [y for y, cell in enumerate(line) if y >= row and (cell >= limit or (cell == platform and y != row))]
        return hits[0] * (16 if result else 1) if hits else -1

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(2, 8)
        low = max(0, limit - 1)
        cells = [r.choice((0, 0, 0, low, low // 2, limit, 0xFF)) for _ in range(width * height)]
        return [cells, width, r.randrange(width), r.randrange(height), *([low // 2 or 0] if one_way else [])]

    wanted = "the y coordinate in pixels of its top (row * 16)" if result else "its row"
    goal = "the y coordinate in pixels (row * 16)" if result else "the row"
    plat = (
        " A cell equal to `platform` (one-way, not solid otherwise) stops you as well, but not in the row where you start."
        if one_way
        else ""
    )
    return Made(
        f"int @f({BYTES} map, int width, int column, int row{', int platform' if one_way else ''})",
        body,
        oracle,
        given,
        (
            f"First solid block (>= {hexadecimal(limit)}) at or below (column, row): {wanted}, -1 if you'd fall out of the map.{plat}",
            f"Write a function that finds where something lands that falls down a column of a collision map (rows of `width` bytes). Starting at `row` itself and going down, the first cell with a value of at least {hexadecimal(limit)} is the ground; return {wanted}. If there is none down to the last row, return -1.{plat}",
            f"How do I drop an enemy to the floor in my level editor? Blocks from {hexadecimal(limit)} on are solid; search from (column, row) downwards, the start included; give me {wanted}, or -1.{plat}",
            f"min y >= row with map[y * width + column] >= ${limit:X} -> {wanted}; none: -1.{plat}",
            f"Sprites that are placed in mid-air should snap to the ground: for their cell tell me {goal} of the next solid block ({hexadecimal(limit)} or higher) straight below (their own cell counts), and -1 over a pit.{plat}",
        ),
    )


def slope_height(rng: random.Random) -> Made:
    body_kind = rng.choice(("table", "lines"))
    if body_kind == "table":
        signature = f"int @f({BYTES} shapes, int shape, int x, int y)"
        body = "int top = y / 16 * 16 + 16 - shapes[shape * 16 + x % 16];\nreturn y >= top ? y - top + 1 : 0;"

        def oracle(shapes: list[int], shape: int, x: int, y: int) -> int:
            columns = [shapes[i : i + 16] for i in range(0, len(shapes), 16)][shape]
            filled = columns[x % 16]
            inside = [row for row in range(16) if row >= 16 - filled]
            return len([row for row in inside if row <= y % 16])

        return Made(
            signature,
            body,
            oracle,
            lambda r: [
                [r.choice((0, 16, r.randrange(17))) for _ in range(48)],
                r.randrange(3),
                r.randrange(512),
                r.randrange(512),
            ],
            (
                "How many pixels deep is the point (x, y) in the ground? Blocks are 16x16; shapes[16 * shape + column] = filled height (0-16) of a column, from the block's bottom. 0 if above ground.",
                "Write a function for slopes. The point (x, y), in pixels of the level, lies in a 16x16 block of shape number `shape`. For each shape `shapes` has 16 bytes, the height of the solid part in each column from left to right (0 to 16, measured from the bottom of the block). Return by how many pixels the point has to move up to be just above the solid part of its column, 0 if it already is.",
                "How do I push the player out of a slope? Height table of 16 columns a shape, measured from below; x mod 16 selects the column; the result is the number of pixels to move up within this block (0: not inside). Coordinates aren't negative.",
                "top = 16 - shapes[16 * shape + x % 16]; y % 16 >= top ? y % 16 - top + 1 : 0",
                "My slopes are stored as column heights. For the foot at (x, y) in a block of kind `shape` I need the depth: 1 means that it touches the topmost solid pixel of its column, 0 that it is in the air.",
            ),
        )
    rise = rng.choice((1, 2))
    right = rng.random() < 0.5
    inner = "x % 16" if right else "15 - x % 16"
    low = rng.random() < 0.5 and rise == 2
    height = f"({inner}) / {rise} + 1" if rise == 1 else f"({inner}) / 2 + {1 if low else 9}"
    height = height.replace(" / 1", "")
    body = f"int height = {height};\nint top = y / 16 * 16 + 16 - height;\nreturn y >= top;"

    def inside(x: int, y: int) -> int:
        heights = [i + 1 for i in range(16)] if rise == 1 else [i // 2 + (1 if low else 9) for i in range(16)]
        if not right:
            heights.reverse()
        solid = {(column, 15 - up) for column, tall in enumerate(heights) for up in range(tall)}
        return int((x % 16, y % 16) in solid)

    direction = "left to right" if right else "right to left"
    columns = "1, 2, 3 ... 16" if rise == 1 else "1, 1, 2, 2 ... 8, 8" if low else "9, 9, 10, 10 ... 16, 16"
    return Made(
        "bool @f(int x, int y)",
        body,
        inside,
        lambda r: [r.randrange(64), r.choice((r.randrange(64), 16 * r.randrange(4) + r.randrange(16)))],
        (
            f"Is the point (x, y) inside a 16x16 slope block that rises from {direction}, column heights {columns} pixels?",
            f"Write a function that tells whether a point hits a slope. The block is 16x16 pixels, aligned to multiples of 16, and the point lies in it. Its solid part stands on the bottom; the columns are {columns} pixels high from {direction}. x and y are not negative.",
            f"How do I test a {45 if rise == 1 else 22}-degree slope without a table? Heights of the 16 columns, from {direction}: {columns}; measured from the lower edge of the block that contains (x, y).",
            f"y % 16 >= 16 - h[x % 16], h = {columns} from {direction}",
            f"My engine has blocks that climb {direction} ({columns} pixels of ground under the columns). Tell me whether the pixel (x, y) of the level is ground, if such a block is there (16-pixel grid).",
        ),
    )


def boxes_of_collision(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Box", "Rect", "Solid")), (("int", "x"), ("int", "y"), ("int", "width"), ("int", "height"))
    )
    what = rng.choice(("rows", "merge"))
    body = cpp(
        """
        std::vector<@name> boxes;
        for (int y = 0; y * width < static_cast<int>(map.size()); ++y)
          for (int x = 0; x < width;) {
            if (map[y * width + x] == 0) {
              ++x;
              continue;
            }
            int start = x;
            while (x < width && map[y * width + x] != 0) ++x;
            @add
          }
        return boxes;
        """,
        name=struct.name,
        add="boxes.push_back({start, y, x - start, 1});"
        if what == "rows"
        else "bool joined = false;\n    for (NAME& box : boxes)\n      if (box.x == start && box.width == x - start && box.y + box.height == y) {\n        ++box.height;\n        joined = true;\n        break;\n      }\n    if (!joined) boxes.push_back({start, y, x - start, 1});".replace(
            "NAME", struct.name
        ),
    )

    def oracle(cells: list[int], width: int) -> list[Record]:
        names = [name for _, name in struct.fields]
        boxes: list[list[int]] = []
        for y, row in enumerate(_rows(cells, width)):
            text = "".join("#" if cell else "." for cell in row)
            x = 0
            for part in text.replace(".#", ". #").replace("#.", "# .").split():
                if part[0] == "#":
                    above = [box for box in boxes if box[0] == x and box[2] == len(part) and box[1] + box[3] == y]
                    if above and what == "merge":
                        above[0][3] += 1
                    else:
                        boxes.append([x, y, len(part), 1])
                x += len(part)
        return [Record(names, box) for box in boxes]

    def given(r: random.Random) -> list[object]:
        width = r.randrange(1, 7)
        rows = [[r.choice((0, 1, 1, 5)) for _ in range(width)] for _ in range(2)]
        return [[cell for _ in range(r.randrange(1, 5)) for cell in r.choice(rows)], width]

    grow = (
        " A run directly below a box with the same x and width makes that box one row higher instead."
        if what == "merge"
        else ""
    )
    return Made(
        f"std::vector<{struct.name}> @f({BYTES} map, int width)",
        body,
        oracle,
        given,
        (
            f"Collision map (0 = free, else solid; rows of `width`) to boxes: every maximal horizontal run is a box of height 1, in reading order.{grow}",
            f"Write a function that turns the solid cells of a map into rectangles. Go through the rows from the top and in each from the left; each longest run of cells that are not 0 gives a rectangle (x, y, width, height 1).{grow} The list is in the order in which the rectangles were begun. Rows have `width` cells and are complete.",
            f"How do I reduce a block map to fewer hit boxes? Runs of solid (nonzero) blocks in a row become boxes in cells.{grow} Order: top to bottom, left to right by their first run.",
            f"boxes = maximal runs of map != 0 in each row{'; same x, same width, touching from below -> height + 1' if what == 'merge' else ', height 1'}",
            f"My physics works with rectangles, the level with blocks. Give me a rectangle in cells for each unbroken stretch of solid blocks (not 0) of a row.{grow} In reading order.",
        ),
        (struct,),
    )


def place_object(rng: random.Random) -> Made:
    kind = rng.choice(("frame", "pipe", "stairs", "ledge"))
    base = rng.choice((0x20, 0x40, 0x95))
    told = {
        "frame": f"a box of width x height cells (at least 2 each): corners {base}, {base + 2}, {base + 6}, {base + 8} (upper left, upper right, lower left, lower right), edges {base + 1} (top), {base + 3} (left), {base + 5} (right), {base + 7} (bottom), inside {base + 4}",
        "pipe": f"a pipe two cells wide and `height` cells tall (at least 1; `width` is not used): the top row has {base} and {base + 1}, every row below {base + 2} and {base + 3}",
        "stairs": f"stairs that rise to the right: `width` columns (`height` is not used), column c (from 0) consists of c + 1 cells that stand on row y, the topmost of them {base}, those below it {base + 1}",
        "ledge": f"a ledge of `width` columns (at least 1) and `height` rows (at least 1): the top row is {base} at its left end, {base + 2} at its right end and {base + 1} between (a single column is {base}); all rows below are {base + 3}",
    }[kind]
    value = {
        "frame": f"{base} + (j == 0 ? 0 : j == height - 1 ? 6 : 3) + (i == 0 ? 0 : i == width - 1 ? 2 : 1)",
        "pipe": f"{base} + (j > 0 ? 2 : 0) + i",
        "stairs": "",
        "ledge": f"j > 0 ? {base + 3} : i == 0 ? {base} : i == width - 1 ? {base + 2} : {base + 1}",
    }[kind]
    put = "int u = x + i, v = y + j;\n    if (u >= 0 && u < mapWidth && v >= 0 && v < rows) map[v * mapWidth + u] = VALUE;"
    if kind == "stairs":
        loops = "for (int i = 0; i < width; ++i)\n  for (int j = 0; j <= i; ++j) {\n    int u = x + i, v = y - j;\n    if (u >= 0 && u < mapWidth && v >= 0 && v < rows) map[v * mapWidth + u] = j == i ? BASE : BASE1;\n  }".replace(
            "BASE1", str(base + 1)
        ).replace("BASE", str(base))
    else:
        wide = "2" if kind == "pipe" else "width"
        loops = f"for (int j = 0; j < height; ++j)\n  for (int i = 0; i < {wide}; ++i) {{\n    {put.replace('VALUE', value)}\n  }}"
    more = {"pipe": "int height", "stairs": "int width"}.get(kind, "int width, int height")
    told = told.replace("; `width` is not used", "").replace(" (`height` is not used)", "")
    body = f"int rows = map.size() / mapWidth;\n{loops}"

    def oracle(cells: list[int], wide: int, x: int, y: int, a: int, b: int = 0) -> None:
        picture: dict[tuple[int, int], int] = {}
        if kind == "frame":
            lines = [[0, *[1] * (a - 2), 2]] + [[3, *[4] * (a - 2), 5]] * (b - 2) + [[6, *[7] * (a - 2), 8]]
        elif kind == "pipe":
            lines = [[0, 1]] + [[2, 3]] * (a - 1)
        elif kind == "ledge":
            lines = [[0, *[1] * (a - 2), 2][: max(a, 1)] if a > 1 else [0]] + [[3] * a] * (b - 1)
        else:
            lines = []
            for c in range(a):
                for up in range(c + 1):
                    picture[x + c, y - up] = base + (up != c)
        for j, line in enumerate(lines):
            for i, part in enumerate(line):
                picture[x + i, y + j] = base + part
        for n in range(len(cells)):
            spot = n % wide, n // wide
            cells[n] = picture.get(spot, cells[n])

    def given(r: random.Random) -> list[object]:
        wide, tall = r.randrange(3, 8), r.randrange(3, 7)
        least = 2 if kind == "frame" else 1
        sizes = (
            [r.randrange(least, 6)] if kind in ("pipe", "stairs") else [r.randrange(least, 6), r.randrange(least, 5)]
        )
        return [
            [r.randrange(4) for _ in range(wide * tall)],
            wide,
            r.randrange(-2, wide),
            r.randrange(-1, tall),
            *sizes,
        ]

    where = "its lower left cell is (x, y)" if kind == "stairs" else "its upper left cell is (x, y)"
    return Made(
        f"void @f({BUFFER} map, int mapWidth, int x, int y, {more})",
        body,
        oracle,
        given,
        (
            f"Draw a level object into a block map (rows of `mapWidth` bytes), clipped at its borders: {told}; {where}.",
            f"Write a function that expands an object of a level into blocks. The object: {told}. In the map, which has whole rows of `mapWidth` blocks, {where}; cells that would lie outside are left out (x and y may be negative).",
            f"How do I render this object type? It is {told}. {where[0].upper() + where[1:]}, and what falls off the map isn't drawn.",
            f"at (x, y): {told}; {where}; clip",
            f"My level loader draws objects by type; this one is {told}. `map` is the block buffer, {_rows_said(rng)}, {where}. Nothing wraps at the edges.",
        ),
    )


def _rows_said(rng: random.Random) -> str:
    return rng.choice(("`mapWidth` blocks a row", "row-major with `mapWidth` columns"))


def behaviour_mask(rng: random.Random) -> Made:
    corners = rng.choice((2, 4))
    size = rng.choice((16, 8))
    points = (
        "{x, y}, {x + w - 1, y}, {x, y + h - 1}, {x + w - 1, y + h - 1}"
        if corners == 4
        else "{x, y + h - 1}, {x + w - 1, y + h - 1}"
    )
    what = rng.choice(("any", "points"))
    body = cpp(
        """
        const int points[@n][2] = {@points};
        int result = 0, height = map.size() / width;
        for (int i = 0; i < @n; ++i) {
          int u = points[i][0] / @size, v = points[i][1] / @size;
          if (points[i][0] < 0 || points[i][1] < 0 || u >= width || v >= height) continue;
          @act
        }
        return result;
        """,
        n=corners,
        points=points,
        size=size,
        act="result |= behaviour[map[v * width + u]];"
        if what == "any"
        else "if (behaviour[map[v * width + u]] & 1) result |= 1 << i;",
    )

    def oracle(cells: list[int], width: int, behaviour: list[int], x: int, y: int, w: int, h: int) -> int:
        rows = _rows(cells, width)
        spots = [(x, y), (x + w - 1, y), (x, y + h - 1), (x + w - 1, y + h - 1)][4 - corners :]
        out = 0
        for i, (px, py) in enumerate(spots):
            u, v = px // size, py // size
            if 0 <= u < width and 0 <= v < len(rows):
                kind = behaviour[rows[v][u]]
                out |= kind if what == "any" else (kind % 2) << i
        return out

    def given(r: random.Random) -> list[object]:
        width, height = r.randrange(1, 5), r.randrange(1, 5)
        return [
            [r.randrange(4) for _ in range(width * height)],
            width,
            [0, 1, r.randrange(256), r.randrange(256)],
            r.randrange(-4, width * size),
            r.randrange(-4, height * size),
            r.choice((1, 8, 12, 16)),
            r.choice((1, 8, 16, 24)),
        ]

    which = (
        "four corner pixels (upper left, upper right, lower left, lower right)"
        if corners == 4
        else "two lower corner pixels (left, right)"
    )
    wanted = (
        "the OR of the behaviour bytes of the blocks under them"
        if what == "any"
        else "a number whose bit i is set if the behaviour of the block under corner i has bit 0 set (solid)"
    )
    return Made(
        f"int @f({BYTES} map, int width, {BYTES} behaviour, int x, int y, int w, int h)",
        body,
        oracle,
        given,
        (
            f"Hit box (x, y, w, h) in pixels against a map of {size}x{size} blocks: for its {which} return {wanted}. behaviour[] is indexed by block number; outside of the map: nothing.",
            f"Write a function that tells what an actor touches. Its box has its upper left pixel at (x, y) and is w by h pixels (at least 1). Look at its {which}. The map has rows of `width` block numbers, a block is {size}x{size} pixels, and behaviour[n] belongs to block n. Return {wanted}. Corners outside of the map (left, right, above, below) contribute nothing.",
            f"How do I do tile collision by sampling corners? Pixels x and x + w - 1, {'y and ' if corners == 4 else ''}y + h - 1, {size}-pixel blocks; behaviour table by block number. The result: {wanted}. Off the map counts as 0.",
            f"{wanted}; corners: {which}; block = map[py / {size} * width + px / {size}], none outside",
            f"For an actor of w x h pixels at (x, y) I check {corners} points, the {which}, against the level ({size}-pixel blocks, {_rows_said(rng).replace('mapWidth', 'width')}). Tell me {wanted}. A point beyond any border gives 0.",
        ),
    )


def two_layer_split(rng: random.Random) -> Made:
    bits = rng.choice((4, 8))
    back = rng.random() < 0.5
    if bits == 8:
        packed = rng.random() < 0.5
        body = (
            "std::vector<uint8_t> low, out;\nfor (uint16_t cell : map) low.push_back(cell & 0xFF);\nfor (size_t i = 0; i < map.size();) {\n  size_t count = 1;\n  while (i + count < map.size() && map[i + count] >> 8 == map[i] >> 8 && count < 255) ++count;\n  out.push_back(count);\n  out.push_back(map[i] >> 8);\n  i += count;\n}\nout.push_back(0);\nout.insert(out.end(), low.begin(), low.end());\nreturn out;"
            if packed
            else "std::vector<uint8_t> out;\nuint8_t bank = 0;\nfor (uint16_t cell : map) {\n  if (cell >> 8 != bank) {\n    bank = cell >> 8;\n    out.push_back(0xFF);\n    out.push_back(bank);\n  }\n  out.push_back(cell & 0xFF);\n}\nreturn out;"
        )

        def oracle(cells: list[int]) -> list[int]:
            high = [cell // 256 for cell in cells]
            if packed:
                runs: list[list[int]] = []
                for value in high:
                    if runs and runs[-1][1] == value and runs[-1][0] < 255:
                        runs[-1][0] += 1
                    else:
                        runs.append([1, value])
                return [byte for run in runs for byte in run] + [0] + [cell % 256 for cell in cells]
            out: list[int] = []
            for before, now, cell in zip([0, *high], high, cells, strict=False):
                out += ([255, now] if now != before else []) + [cell % 256]
            return out

        said = (
            "first the high bytes (page) as runs, a count of 1 to 255 and the page, greedily, closed by a 0; then all low bytes"
            if packed
            else "the low bytes in order; wherever the high byte (page) differs from that of the cell before it (page 0 before the first), a byte 0xFF and the new page come in front. No low byte is 0xFF"
        )
        return Made(
            f"std::vector<uint8_t> @f({WORDS} map)",
            body,
            oracle,
            lambda r: [
                [
                    page << 8 | r.randrange(255)
                    for _ in range(r.randrange(0, 4))
                    for page in [r.choice((0, 1, 1, 0x20))]
                    for _ in range(r.choice((1, 2, 3, 8, 255 if packed else 2)))
                ]
            ],
            (
                f"Pack a level of 16-bit block numbers: {said}.",
                f"Write a function that stores block numbers of 16 bits in mostly one byte a block, since neighbours share a page. The format: {said}.",
                f"How do I save space with Map16 numbers? The page changes rarely, so I want {said}.",
                f"words -> {said}",
                f"Levels of my hack use several pages of blocks. They shall be written like this: {said}.",
            ),
        )
    if back:
        body = "std::vector<uint8_t> out;\nfor (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {\n  int first = i < a.size() ? a[i] & 15 : 0, second = i < b.size() ? b[i] & 15 : 0;\n  out.push_back(first | second << 4);\n}\nreturn out;"

        def pack(a: list[int], b: list[int]) -> list[int]:
            count = max(len(a), len(b))
            both = [one + [0] * (count - len(one)) for one in (a, b)]
            return [int(f"{y % 16:x}{x % 16:x}", 16) for x, y in zip(*both, strict=True)]

        return Made(
            f"std::vector<uint8_t> @f({BYTES} a, {BYTES} b)",
            body,
            pack,
            lambda r: [r.randbytes(r.randrange(0, 7)), r.randbytes(r.randrange(0, 7))],
            (
                "Two layers of 4-bit cells in one byte a cell: `a` in the low nibble, `b` in the high one. Upper bits of the inputs are dropped, a shorter layer continues with 0.",
                "Write a function that combines a terrain layer `a` and a height layer `b`. Each result byte has the lower four bits of a's cell in bits 0-3 and those of b's cell in bits 4-7. If one layer is shorter, its missing cells are 0.",
                "How do I merge two collision layers with 16 kinds each? Nibbles: low from `a`, high from `b`, as long as the longer one; only bits 0-3 of each cell count.",
                "out[i] = (a[i] & 15) | (b[i] & 15) << 4; missing cells 0; max of the sizes",
                "My collision map has room for two 4-bit layers per byte (the first in the lower half). Put both together; no layer has to be complete, what lacks is 0.",
            ),
        )
    upper = rng.random() < 0.5
    body = f"int count = 0;\nfor (size_t i = 0; i < map.size(); ++i) {{\n  int kind = {'map[i] >> 4' if upper else 'map[i] & 15'};\n  if (kinds >> kind & 1) ++count;\n}}\nreturn count;"

    def tally(cells: list[int], kinds: int) -> int:
        names = [f"{cell:02x}"[0 if upper else 1] for cell in cells]
        return sum((kinds // 2 ** int(name, 16)) % 2 for name in names)

    half = "upper" if upper else "lower"
    return Made(
        f"int @f({BYTES} map, uint16_t kinds)",
        body,
        tally,
        lambda r: [r.randbytes(r.randrange(0, 12)), r.choice((1, 0x8000, 6, r.getrandbits(16)))],
        (
            f"Count the cells of a collision map whose kind (the {half} nibble) is in the bit set `kinds`.",
            f"Write a function that counts cells of certain kinds. Each byte of the map has a kind from 0 to 15 in its {half} four bits. `kinds` is a set: bit k is 1 if cells of kind k are to be counted.",
            f"How do I see how much water and lava a room has? Kinds are the {half} nibbles of the map's bytes, and the wanted ones are given as a 16-bit mask. I need their number.",
            f"#(cells with kinds >> ({'c >> 4' if upper else 'c & 15'}) & 1)",
            f"Statistics for my two-layer collision map: of the layer in the {half} half of each byte, count all cells that belong to the kinds in `kinds` (bit n for kind n).",
        ),
    )


def reachable_cells(rng: random.Random) -> Made:
    what = rng.choice(("count", "test"))
    limit = rng.choice((0x80, 1, 0x20))
    body = cpp(
        """
        int height = map.size() / width;
        std::vector<bool> seen(map.size());
        std::vector<int> open = {start};
        int count = 0;
        while (!open.empty()) {
          int i = open.back();
          open.pop_back();
          if (seen[i] || map[i] >= @limit) continue;
          seen[i] = true;
          ++count;
          int x = i % width, y = i / width;
          if (x > 0) open.push_back(i - 1);
          if (x + 1 < width) open.push_back(i + 1);
          if (y > 0) open.push_back(i - width);
          if (y + 1 < height) open.push_back(i + width);
        }
        return @result;
        """,
        limit=hexadecimal(limit),
        result="count" if what == "count" else "seen[goal]",
    )
    if what == "test":
        body = body.replace("int count = 0;\n", "").replace("  ++count;\n", "")

    def oracle(cells: list[int], width: int, start: int, goal: int = 0) -> int:
        free = {(i % width, i // width) for i, cell in enumerate(cells) if cell < limit}
        reached = {(start % width, start // width)} & free
        for _ in range(len(cells)):
            reached |= {(x + dx, y + dy) for x, y in reached for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))} & free
        return len(reached) if what == "count" else int((goal % width, goal // width) in reached)

    def given(r: random.Random) -> list[object]:
        width = r.randrange(2, 6)
        cells = [r.choice((0, 0, limit - 1, limit)) for _ in range(width * r.randrange(2, 6))]
        return [cells, width, r.randrange(len(cells)), *([r.randrange(len(cells))] if what == "test" else [])]

    wanted = (
        "how many cells can be reached from cell `start`, itself included (0 if it is blocked)"
        if what == "count"
        else "whether cell `goal` can be reached from cell `start`"
    )
    return Made(
        f"{'int' if what == 'count' else 'bool'} @f({BYTES} map, int width, int start{', int goal' if what == 'test' else ''})",
        body,
        oracle,
        given,
        (
            f"Walkable = below {hexadecimal(limit)}, four directions, map rows of `width`: {wanted}. Cells are indexes.",
            f"Write a function that returns {wanted}. One walks from cell to cell left, right, up and down; cells with a value of {hexadecimal(limit)} or more block the way{' and cannot be reached, nor left' if what == 'test' else ''}. `map` has complete rows of `width` bytes; cells are given by their index.",
            f"How do I check that a room {'can be finished' if what == 'test' else 'has no cut-off parts'}? Solid blocks are those >= {hexadecimal(limit)}. I want {wanted}; no diagonal steps, no wrapping at the borders.",
            f"flood over map < ${limit:X}, 4 neighbours, from `start` -> {wanted}",
            f"My randomiser must not lock the player in: tell me {wanted}. Blocks from {hexadecimal(limit)} on are walls{', also if start or goal is one' if what == 'test' else ''}; moves go to the four neighbours inside the map.",
        ),
    )


RECIPES = (
    find_or_add_block,
    mirror_block,
    usage_of_blocks,
    compact_block_table,
    tile_column_of_blocks,
    ground_below,
    slope_height,
    boxes_of_collision,
    place_object,
    behaviour_mask,
    two_layer_split,
    reachable_cells,
)
