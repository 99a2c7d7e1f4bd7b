"""Tilemaps: tile words, 8x8 and 16x16 and 32x32 tiles, screens, sprites' sizes and OAM bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"
_LAYOUT = "bits 0-9 tile, 10-12 palette, 13 priority, 14 horizontal flip, 15 vertical flip"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _word(r: random.Random) -> int:
    return r.choice((0, 0xFFFF, 0x3FF, 0x1C00, 0x2000, 0x4000, 0x8000, r.getrandbits(16), r.getrandbits(16)))


def word_field(rng: random.Random) -> Made:
    name, shift, width = rng.choice(
        (
            ("tile number", 0, 10),
            ("palette", 10, 3),
            ("priority", 13, 1),
            ("horizontal flip", 14, 1),
            ("vertical flip", 15, 1),
            ("flip bits", 14, 2),
        )
    )
    mask = (1 << width) - 1
    scale = rng.choice((1, 1, 16, 32)) if name in ("tile number", "palette") else 1
    value = f"(word >> {shift} & {hexadecimal(mask)})" if shift else f"(word & {hexadecimal(mask)})"
    times = f" * {scale}" if scale > 1 else ""
    what = {1: "", 16: ", times 16", 32: ", times 32"}[scale]
    span = f"bits {shift} to {shift + width - 1}" if width > 1 else f"bit {shift}"
    return Made(
        "int @f(uint16_t word)",
        f"return {value}{times};" if times else f"return {value[1:-1]};",
        lambda word: (word >> shift) % (1 << width) * scale,
        lambda r: [_word(r)],
        (
            f"Write a function that returns the {name} of a tilemap word ({span}) as a number{what}.",
            f"How do I extract the {name} from an SNES BG map entry? It is in {span}{what}.",
            f"{name} = (word / {1 << shift}) mod {1 << width}{what}",
            f"Selecting a cell of the map shows its {name}: {span} of the word{what}. Write the getter.",
        ),
    )


def set_word_field(rng: random.Random) -> Made:
    name, shift, width = rng.choice(
        (("tile number", 0, 10), ("palette", 10, 3), ("priority", 13, 1), ("both flip bits", 14, 2))
    )
    top = (1 << width) - 1
    over = rng.choice(("mask", "keep"))
    mask = top << shift
    put = f"(value & {hexadecimal(top)})" if over == "mask" else "value"
    guard = "" if over == "mask" else f"if (value < 0 || value > {top}) return word;\n"
    place = f"{put} << {shift}" if shift else put
    body = f"{guard}return (word & {hexadecimal(0xFFFF ^ mask)}) | {place};".replace(
        "(value &", "((value &" if shift and over == "mask" else "(value &"
    )
    if shift and over == "mask":
        body = f"return (word & {hexadecimal(0xFFFF ^ mask)}) | (value & {hexadecimal(top)}) << {shift};"

    def oracle(word: int, value: int) -> int:
        if over == "keep" and not 0 <= value <= top:
            return word
        return word - (word & mask) + (value % (top + 1) << shift)

    span = f"bits {shift}-{shift + width - 1}" if width > 1 else f"bit {shift}"
    rule = (
        f"only the lower {width} bit{'s' * (width > 1)} of `value` are used"
        if over == "mask"
        else f"if `value` is not from 0 to {top} the word is returned unchanged"
    )
    return Made(
        "uint16_t @f(uint16_t word, int value)",
        body,
        oracle,
        lambda r: [_word(r), r.choice((0, top, top + 1, r.randrange(top + 1), r.randrange(2 * top + 2), -1))],
        (
            f"Write a function that returns the tilemap word with {name} ({span}) set to `value`; the other bits stay, and {rule}.",
            f"How do I change just the {name} of a map entry? {span[0].upper() + span[1:]} get `value`; {rule}.",
            f"word with {span} := value; {rule}",
            f"The property box of a tile lets the user edit {name}. Put the number into {span} of the word and leave everything else; {rule}.",
        ),
    )


def describe_word(rng: random.Random) -> Made:
    flips = rng.choice(("HV", "hv", "XY"))
    order = rng.choice(("tile first", "palette first"))
    tile = "$%03X"
    args, form = (
        ("word & 0x3FF, word >> 10 & 7", f"{tile} p%d")
        if order == "tile first"
        else ("word >> 10 & 7, word & 0x3FF", f"p%d {tile}")
    )
    priority = rng.choice((" prio", " !", "*"))
    body = f'char text[16];\nstd::snprintf(text, sizeof text, "{form}", {args});\nstd::string result = text;\nif (word & 0x2000) result += "{priority}";\nif (word & 0x4000) result += " {flips[0]}";\nif (word & 0x8000) result += " {flips[1]}";\nreturn result;'

    def oracle(word: int) -> str:
        one, two = f"${word % 1024:03X}", f"p{word // 1024 % 8}"
        text = f"{one} {two}" if order == "tile first" else f"{two} {one}"
        return text + priority * (word >> 13 & 1) + f" {flips[0]}" * (word >> 14 & 1) + f" {flips[1]}" * (word >> 15)

    shown = "$01A p5" if order == "tile first" else "p5 $01A"
    return Made(
        "std::string @f(uint16_t word)",
        body,
        oracle,
        lambda r: [_word(r)],
        (
            f'Write a function that describes a tilemap word, such as "{shown}": the tile as $ and three upper-case hex digits, the palette as p and its number; then "{priority}" if the priority bit is set, " {flips[0]}" for a horizontal and " {flips[1]}" for a vertical flip. Word: {_LAYOUT}.',
            f'How do I print a BG map entry? Format "{shown}" (tile with 3 hex digits, palette 0-7), and append "{priority}", " {flips[0]}", " {flips[1]}" in this order for priority, H flip, V flip. Bits: {_LAYOUT}.',
            f'"{shown}" + ("{priority}" if bit 13) + (" {flips[0]}" if bit 14) + (" {flips[1]}" if bit 15); tile = bits 0-9 in 3 upper-case hex digits, palette = bits 10-12',
            f'The tooltip over a map cell reads like "{shown}{priority} {flips[0]}". Make it of the word ({_LAYOUT}); what is not set is not printed, {flips[0]} comes before {flips[1]}.',
        ),
    )


def flip_map_rows(rng: random.Random) -> Made:
    width = rng.choice((2, 4, 8, 16))
    across = rng.random() < 0.5
    bit = 0x4000 if across else 0x8000
    source = f"y * {width} + {width - 1} - x" if across else f"(height - 1 - y) * {width} + x"
    body = f"size_t height = words.size() / {width};\nstd::vector<uint16_t> flipped(words.size());\nfor (size_t y = 0; y < height; ++y)\n  for (size_t x = 0; x < {width}; ++x) flipped[y * {width} + x] = words[{source}] ^ {hexadecimal(bit)};\nreturn flipped;"

    def oracle(words: list[int]) -> list[int]:
        rows = [[one ^ bit for one in words[i : i + width]] for i in range(0, len(words), width)]
        turned = [row[::-1] for row in rows] if across else rows[::-1]
        return [one for row in turned for one in row]

    way = "horizontally" if across else "vertically"
    return Made(
        f"std::vector<uint16_t> @f({WORDS} words)",
        body,
        oracle,
        lambda r: [[_word(r) for _ in range(width * r.randrange(0, 5))]],
        (
            f"Write a function that mirrors a piece of tilemap {way}: it is {width} words wide, row by row, and whole rows only. Besides moving the words, toggle bit {14 if across else 15} of each, its {'horizontal' if across else 'vertical'} flip.",
            f"How do I flip a block of map entries {way} so that it looks right? Width {width}, any number of rows; each word's flip bit ({hexadecimal(bit)}) must be inverted as well.",
            f"out[y][x] = in{'[y][' + str(width - 1) + ' - x]' if across else '[h - 1 - y][x]'} ^ {hexadecimal(bit)}, width {width}, h = size / {width}",
            f"My stamp tool has a mirror key. The stamp is a vector of tilemap words with {width} in a row; mirror it {way} and invert {hexadecimal(bit)} in every word.",
        ),
    )


def screen_offset(rng: random.Random) -> Made:
    wide, tall = rng.choice(((64, 32), (32, 64), (64, 64)))
    byte = rng.random() < 0.6
    unit = 2 if byte else 1
    parts = ["(y % 32) * 32 + x % 32"]
    if wide == 64:
        parts.append("x / 32 * 1024")
    if tall == 64:
        parts.append(f"y / 32 * {2048 if wide == 64 else 1024}")
    whole = " + ".join(parts)
    wrap = rng.random() < 0.5
    first = f"x %= {wide}, y %= {tall};\n" if wrap else ""
    body = f"{first}return {f'2 * ({whole})' if byte else whole};"

    def oracle(x: int, y: int) -> int:
        x, y = x % wide, y % tall
        screen = x // 32 + y // 32 * (wide // 32)
        return unit * (screen * 1024 + y % 32 * 32 + x % 32)

    what = "byte offset (two bytes an entry)" if byte else "index of the entry"
    arranged = {
        (64, 32): "two screens, the left one first",
        (32, 64): "two screens, the upper one first",
        (64, 64): "four screens: upper left, upper right, lower left, lower right",
    }[wide, tall]
    bound = f"Coordinates wrap at {wide} and {tall}." if wrap else f"`x` is below {wide} and `y` below {tall}."
    return Made(
        "uint32_t @f(uint32_t x, uint32_t y)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 31, 32 % wide, r.randrange(wide), r.randrange(4 * wide) if wrap else wide - 1)),
            r.choice((0, 31, 32 % tall, r.randrange(tall), r.randrange(4 * tall) if wrap else tall - 1)),
        ],
        (
            f"Write a function that returns the {what} of tile (x, y) in a {wide}x{tall} SNES tilemap, which consists of 32x32-tile screens one after the other ({arranged}), each row by row. {bound}",
            f"How do I address a {wide}x{tall} background map? It is stored as {arranged}; a screen is 32 rows of 32 entries. I want the {what} for tile column x and row y. {bound}",
            f"({wide}x{tall}) {unit} * ({whole})" if unit == 2 else f"({wide}x{tall}) {whole}",
            f"Painting on the big background fails beyond column or row 31, as the console splits the map in 32x32 screens ({arranged}; 1024 entries each). Give me the {what} for a tile position. {bound}",
        ),
    )


def expand_16(rng: random.Random) -> Made:
    width = rng.choice((2, 3, 4, 8))
    order = rng.choice(("rows", "columns"))
    down = "table[tile * 4 + y % 2 * 2 + x % 2]" if order == "rows" else "table[tile * 4 + x % 2 * 2 + y % 2]"
    body = cpp(
        """
        size_t height = tiles.size() / @width;
        std::vector<uint16_t> words;
        for (size_t y = 0; y < height * 2; ++y)
          for (size_t x = 0; x < @double; ++x) {
            size_t tile = tiles[y / 2 * @width + x / 2];
            words.push_back(@down);
          }
        return words;
        """,
        width=width,
        double=2 * width,
        down=down,
    )

    def oracle(tiles: list[int], table: list[int]) -> list[int]:
        out: list[int] = []
        for start in range(0, len(tiles), width):
            entries = [table[4 * one : 4 * one + 4] for one in tiles[start : start + width]]
            lines = ((0, 1), (2, 3)) if order == "rows" else ((0, 2), (1, 3))
            for pair in lines:
                out += [entry[place] for entry in entries for place in pair]
        return out

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 6)
        return [[r.randrange(count) for _ in range(width * r.randrange(1, 4))], [_word(r) for _ in range(4 * count)]]

    quarters = (
        "upper left, upper right, lower left, lower right"
        if order == "rows"
        else "upper left, lower left, upper right, lower right"
    )
    return Made(
        f"std::vector<uint16_t> @f({WORDS} tiles, {WORDS} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands a map of 16x16 tiles, {width} a row, into the words of its 8x8 tiles, {2 * width} a row. `table` has four words for each 16x16 tile: {quarters}.",
            f"How do I turn map16 into a plain tilemap? `tiles` is row-major with {width} columns; tile t consists of table[4t] to table[4t+3] = {quarters}. The result is row-major with {2 * width} columns.",
            f"out[y][x] = table[4 * tiles[y/2][x/2] + {'2*(y%2) + x%2' if order == 'rows' else '2*(x%2) + y%2'}], widths {2 * width} and {width}",
            f"To draw a room I need its 8x8 tiles. The room is stored in 16x16 blocks ({width} in each row), and a table gives the four words of a block in the order {quarters}. All block numbers are in the table.",
        ),
    )


def split_32(rng: random.Random) -> Made:
    order = rng.choice(("high first", "low first"))
    shifts = (4, 0) if order == "high first" else (0, 4)
    body = cpp(
        "std::array<uint16_t, 4> tiles{};\nfor (int i = 0; i < 4; ++i) {\n  int upper = entry[4 + i / 2] >> (i % 2 ? @odd : @even) & 15;\n  tiles[i] = entry[i] | upper << 8;\n}\nreturn tiles;",
        odd=shifts[1],
        even=shifts[0],
    )

    def oracle(entry: list[int]) -> list[int]:
        halves = [byte >> shift & 15 for byte in entry[4:] for shift in shifts]
        return [low + 256 * high for low, high in zip(entry, halves, strict=False)]

    first, second = ("upper", "lower") if order == "high first" else ("lower", "upper")
    said = f"byte 4 holds bits 8-11 of tile 0 in its {first} and of tile 1 in its {second} nibble, byte 5 those of tiles 2 and 3 in the same way"
    return Made(
        "std::array<uint16_t, 4> @f(const std::array<uint8_t, 6>& entry)",
        body,
        oracle,
        lambda r: [r.randbytes(6)],
        (
            f"Write a function that unpacks four 12-bit tile numbers from 6 bytes: bytes 0-3 are their low bytes, {said}.",
            f"How do I decode a packed entry with four 12-bit numbers? Low bytes come first (4 bytes); then {said}.",
            f"tile[i] = entry[i] + 256 * nibble(entry[4 + i/2]), where {said}",
            f"A 32x32 tile is stored as six bytes that name four 16x16 tiles of 12 bits each. The first four are bits 0-7; {said}. Return the four numbers in order.",
        ),
    )


def pack_32(rng: random.Random) -> Made:
    high = rng.random() < 0.5
    join = "(tiles[{a}] >> 8 & 15) << 4 | (tiles[{b}] >> 8 & 15)"
    one, two = (
        (join.format(a=0, b=1), join.format(a=2, b=3)) if high else (join.format(a=1, b=0), join.format(a=3, b=2))
    )
    body = f"std::array<uint8_t, 6> entry{{}};\nfor (int i = 0; i < 4; ++i) entry[i] = tiles[i] & 0xFF;\nentry[4] = {one};\nentry[5] = {two};\nreturn entry;"

    def oracle(tiles: list[int]) -> list[int]:
        tops = [one // 256 % 16 for one in tiles]
        pairs = [tops[:2], tops[2:]]
        return [one % 256 for one in tiles] + [16 * a + b if high else 16 * b + a for a, b in pairs]

    first, second = ("upper", "lower") if high else ("lower", "upper")
    return Made(
        "std::array<uint8_t, 6> @f(const std::array<uint16_t, 4>& tiles)",
        body,
        oracle,
        lambda r: [[r.getrandbits(12) if r.random() < 0.8 else r.getrandbits(16) for _ in range(4)]],
        (
            f"Write a function that packs four tile numbers of 12 bits into 6 bytes: first the four low bytes, then a byte with bits 8-11 of tile 0 in the {first} and of tile 1 in the {second} nibble, then one with those of tiles 2 and 3. Bits above 11 are dropped.",
            f"How do I store four 12-bit numbers in six bytes? low0 low1 low2 low3, then the high nibbles in pairs, the earlier tile in the {first} nibble. Ignore bits 12-15.",
            f"{{t0 & FF, t1 & FF, t2 & FF, t3 & FF, n0:n1, n2:n3}} where n = bits 8-11 and the first of a pair is the {first} nibble",
            f"Saving the overworld packs each 32x32 tile: four 16x16 numbers below 4096 (cut what is above). Low bytes in front; byte 4 has the rest of tiles 0 and 1, byte 5 of tiles 2 and 3, {first} nibble for the first.",
        ),
    )


def paint_rectangle(rng: random.Random) -> Made:
    width, height = rng.choice(((8, 8), (16, 8), (32, 4), (10, 6)))
    outline = rng.random() < 0.4
    test = "\n    if (x != left && x != left + w - 1 && y != top && y != top + h - 1) continue;" if outline else ""
    body = f"for (int y = top; y < top + h; ++y)\n  for (int x = left; x < left + w; ++x) {{{test}\n    if (x >= 0 && x < {width} && y >= 0 && y < {height}) map[y * {width} + x] = tile;\n  }}"

    def oracle(map_: list[int], left: int, top: int, w: int, h: int, tile: int) -> None:
        for place in range(width * height):
            y, x = place // width - top, place % width - left
            inside = 0 <= x < w and 0 <= y < h
            if inside and (not outline or x in (0, w - 1) or y in (0, h - 1)):
                map_[place] = tile

    def given(r: random.Random) -> list[object]:
        return [
            [0] * (width * height),
            r.randrange(-2, width),
            r.randrange(-2, height),
            r.choice((0, 1, 2, 3, 5)),
            r.choice((0, 1, 2, 3, 4)),
            r.randrange(1, 1024),
        ]

    what = "the outline of the rectangle (one tile thick)" if outline else "all tiles of the rectangle"
    return Made(
        f"void @f({WORD_BUFFER} map, int left, int top, int w, int h, uint16_t tile)",
        body,
        oracle,
        given,
        (
            f"Write a function that sets {what} at (`left`, `top`) with width `w` and height `h` to `tile`. The map is {width}x{height}, row by row; what lies outside is skipped, and a width or height of 0 paints nothing.",
            f"How do I draw a {'frame' if outline else 'filled box'} of tiles with clipping? Map of {width} columns and {height} rows; the corner may be negative and the box may hang over. Change {what}; w or h may be 0 (nothing to do).",
            f"for each cell of [left, left+w) x [top, top+h){' on its border' if outline else ''} inside {width}x{height}: map[y*{width}+x] = tile",
            f"The rectangle tool of my map editor ({width} wide, {height} high) changes {what} to the chosen tile. Dragging beyond the map is normal, so clip every cell; an empty box (0 wide or high) does nothing.",
        ),
    )


def flood_fill(rng: random.Random) -> Made:
    width, height = rng.choice(((6, 5), (8, 8), (5, 7), (10, 4)))
    counted = rng.random() < 0.5
    diagonal = rng.random() < 0.3
    neighbours = (
        "for (int dy = -1; dy <= 1; ++dy)\n    for (int dx = -1; dx <= 1; ++dx) open.push_back({x + dx, y + dy});"
        if diagonal
        else "open.push_back({x + 1, y});\n  open.push_back({x - 1, y});\n  open.push_back({x, y + 1});\n  open.push_back({x, y - 1});"
    )
    body = (
        f"uint8_t old = map[y0 * {width} + x0];\nif (old == tile) return{' 0' if counted else ''};\n{'int changed = 0;' if counted else ''}\nstd::vector<std::pair<int, int>> open{{{{x0, y0}}}};\nwhile (!open.empty()) {{\n  auto [x, y] = open.back();\n  open.pop_back();\n  if (x < 0 || x >= {width} || y < 0 || y >= {height} || map[y * {width} + x] != old) continue;\n  map[y * {width} + x] = tile;\n  {'++changed;' if counted else ''}\n  {neighbours}\n}}\n{'return changed;' if counted else ''}".replace(
            "\n  \n", "\n"
        )
        .replace("\n\n", "\n")
        .rstrip()
    )

    def oracle(map_: list[int], x0: int, y0: int, tile: int) -> int:
        old = map_[y0 * width + x0]
        area, edge = {(x0, y0)}, {(x0, y0)}
        while edge:
            around = {
                (x + dx, y + dy)
                for x, y in edge
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                if diagonal or not dx or not dy
            }
            edge = {
                (x, y) for x, y in around - area if 0 <= x < width and 0 <= y < height and map_[y * width + x] == old
            }
            area |= edge
        if old == tile:
            return 0
        for x, y in area:
            map_[y * width + x] = tile
        return len(area)

    ways = "in all eight directions, also diagonally" if diagonal else "left, right, up and down"
    report = " Return how many cells changed." if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({BUFFER} map, int x0, int y0, uint8_t tile)",
        body,
        oracle,
        lambda r: [
            [r.randrange(2) for _ in range(width * height)],
            r.randrange(width),
            r.randrange(height),
            r.choice((0, 1, 2, 3)),
        ],
        (
            f"Write a function that flood-fills a {width}x{height} map (row by row) from cell (`x0`, `y0`): all cells connected to it {ways} with the same value as it become `tile`. If it already is `tile`, nothing changes.{report}",
            f"How do I implement the paint bucket for a grid of {width} columns and {height} rows? Start inside the grid; spread {ways} over equal cells; no wrapping at the borders; filling with the same tile is a no-op.{report}",
            f"bucket fill, {'8' if diagonal else '4'}-connected, {width}x{height}, start (x0, y0) -> tile.{report}",
            f"Clicking with the bucket tool replaces the whole patch of equal tiles around the mouse. Neighbours are those {ways}; the map is {width} wide and {height} high in a flat vector. Same tile again: leave it.{report}",
        ),
    )


def copy_block(rng: random.Random) -> Made:
    width, height = rng.choice(((8, 6), (10, 10), (16, 4), (7, 7)))
    w, h = rng.choice((2, 3, 4)), rng.choice((2, 3))
    wrap = rng.random() < 0.4
    if wrap:
        body = f"for (int y = 0; y < {h}; ++y)\n  for (int x = 0; x < {w}; ++x) map[(top + y) % {height} * {width} + (left + x) % {width}] = block[y * {w} + x];"
    else:
        body = f"for (int y = 0; y < {h} && top + y < {height}; ++y)\n  for (int x = 0; x < {w} && left + x < {width}; ++x) map[(top + y) * {width} + left + x] = block[y * {w} + x];"

    def oracle(map_: list[int], block: list[int], left: int, top: int) -> None:
        for place, tile in enumerate(block):
            y, x = top + place // w, left + place % w
            if wrap:
                y, x = y % height, x % width
            if y < height and x < width:
                map_[y * width + x] = tile

    edge = (
        "what passes the right or bottom edge comes in again at the left or top"
        if wrap
        else "what passes the right or bottom edge is lost"
    )
    return Made(
        f"void @f({BUFFER} map, {BYTES} block, int left, int top)",
        body,
        oracle,
        lambda r: [bytes(width * height), r.randbytes(w * h), r.randrange(width), r.randrange(height)],
        (
            f"Write a function that pastes a block of {w}x{h} tiles into a {width}x{height} map at column `left`, row `top` (inside the map); {edge}. Both lie row by row.",
            f"How do I stamp {w} by {h} tiles onto a map {width} wide and {height} high? The upper left cell is valid; {edge}.",
            f"map[{'(top+y) mod ' + str(height) if wrap else 'top+y'}][{'(left+x) mod ' + str(width) if wrap else 'left+x'}] = block[y][x], block {w}x{h}, map {width}x{height}"
            + ("" if wrap else "; skip what is outside"),
            f"Ctrl+V in the map editor: the clipboard holds {w} columns and {h} rows, the map has {width} and {height}. The cursor is on the map; {edge}.",
        ),
    )


def replace_tiles(rng: random.Random) -> Made:
    attributes = rng.random() < 0.7
    counted = rng.random() < 0.5
    note = "++changed;" if counted else ""
    test, new = ("(word & 0x3FF) == from", "(word & 0xFC00) | to") if attributes else ("word == from", "to")
    body = f"{'int changed = 0;' if counted else ''}\nfor (uint16_t& word : words)\n  if ({test}) {{\n    word = {new};\n    {note}\n  }}\n{'return changed;' if counted else ''}".replace(
        "\n    \n", "\n"
    ).strip("\n")
    if not counted:
        body = f"for (uint16_t& word : words)\n  if ({test}) word = {new};"

    def oracle(words: list[int], a: int, b: int) -> int:
        count = 0
        for place, word in enumerate(words):
            if (word % 1024 if attributes else word) == a:
                words[place] = word - a + b
                count += 1
        return count

    def given(r: random.Random) -> list[object]:
        old = r.randrange(1024)
        return [
            [r.choice((old, old | 0x4000, old | 0x2C00, old ^ 1, _word(r))) for _ in range(r.randrange(0, 14))],
            old,
            r.randrange(1024),
        ]

    keep = (
        "The tile is in bits 0-9; flips, palette and priority (bits 10-15) of a cell stay"
        if attributes
        else "Only words that are exactly `from`, with no attribute bits, are meant"
    )
    report = ", and the result is how many cells changed" if counted else ""
    return Made(
        f"{'int' if counted else 'void'} @f({WORD_BUFFER} words, uint16_t from, uint16_t to)",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces tile `from` by tile `to` in a tilemap (both below 1024). {keep}{report}.",
            f"How do I do search and replace on tilemap words? Every cell with tile `from` gets tile `to`. {keep}{report}. Tile numbers are below 0x400.",
            f"{'word & $3FF' if attributes else 'word'} == from -> {'(word & $FC00) | to' if attributes else 'to'}{report}; from, to < $400",
            f"After moving a tile to another place of the tileset I fix all maps. {keep}{report}. `from` and `to` are tile numbers from 0 to 1023.",
        ),
    )


def scroll_map(rng: random.Random) -> Made:
    width, height = rng.choice(((4, 4), (8, 4), (5, 6), (3, 3)))
    body = cpp(
        """
        std::vector<uint16_t> moved(words.size());
        for (int y = 0; y < @h; ++y)
          for (int x = 0; x < @w; ++x) {
            int column = ((x + dx) % @w + @w) % @w, row = ((y + dy) % @h + @h) % @h;
            moved[row * @w + column] = words[y * @w + x];
          }
        return moved;
        """,
        w=width,
        h=height,
    )

    def oracle(words: list[int], dx: int, dy: int) -> list[int]:
        return [words[(y - dy) % height * width + (x - dx) % width] for y in range(height) for x in range(width)]

    return Made(
        f"std::vector<uint16_t> @f({WORDS} words, int dx, int dy)",
        body,
        oracle,
        lambda r: [[r.getrandbits(10) for _ in range(width * height)], r.randrange(-12, 13), r.randrange(-12, 13)],
        (
            f"Write a function that shifts a {width}x{height} tilemap by `dx` columns to the right and `dy` rows down, wrapping around at all edges. Both may be negative or larger than the map.",
            f"How do I scroll the contents of a map ({width} columns, {height} rows, row-major) cyclically? dx > 0 moves right, dy > 0 moves down; any integers are allowed.",
            f"out[(y + dy) mod {height}][(x + dx) mod {width}] = in[y][x] (mathematical mod)",
            f"Shift+arrow rolls the whole map in my editor: what leaves on one side comes back on the other. The map is {width} by {height}; a negative dx rolls left, a negative dy up, and steps may exceed the size.",
        ),
    )


def oam_high_bits(rng: random.Random) -> Made:
    setter = rng.random() < 0.5
    if not setter:
        body = "int pair = table[sprite / 4] >> sprite % 4 * 2 & 3;\nint x = low | (pair & 1) << 8;\nreturn x < 256 ? x : x - 512;"

        def oracle(table: list[int], sprite: int, low: int) -> int:
            bits = f"{table[sprite // 4]:08b}"[::-1]
            return low - 256 if bits[2 * (sprite % 4)] == "1" else low

        return Made(
            f"int @f({BYTES} table, int sprite, uint8_t low)",
            body,
            oracle,
            lambda r: [r.randbytes(32), r.randrange(128), r.randrange(256)],
            (
                "Write a function that returns the x coordinate of OAM entry `sprite`. `low` are its lower 8 bits; the 9th bit is in the high table: two bits a sprite, four sprites a byte, the first in the lowest bits, and of each pair the lower bit is the one. The 9-bit number is signed: from 256 on, 512 is subtracted.",
                "How do I get a sprite's signed X position? Bit 8 is bit 2 * (sprite % 4) of table[sprite / 4], bits 0-7 are `low`; values of 256 and more are negative (minus 512).",
                "x = low + 256 * bit(2 * (sprite mod 4), table[sprite / 4]); x >= 256: x -= 512",
                "The OAM viewer places sprites at wrong positions when they are partly left of the screen. The high table (32 bytes, 2 bits for each of 128 sprites, sprite 0 in bits 0-1 of byte 0) holds X's ninth bit as the lower of the two bits. Return X from -256 to 255.",
            ),
        )
    which = rng.choice(("size", "x"))
    bit = 1 if which == "size" else 0
    body = f"int bit = sprite % 4 * 2{' + 1' if bit else ''};\nif (on) table[sprite / 4] |= 1 << bit;\nelse table[sprite / 4] &= ~(1 << bit);"

    def change(table: list[int], sprite: int, on: bool) -> None:
        weight = 4 ** (sprite % 4) * (2 if bit else 1)
        table[sprite // 4] = table[sprite // 4] - (table[sprite // 4] & weight) + (weight if on else 0)

    name = "size bit" if bit else "ninth X bit"
    return Made(
        f"void @f({BUFFER} table, int sprite, bool on)",
        body,
        change,
        lambda r: [r.randbytes(32), r.randrange(128), r.randrange(2)],
        (
            f"Write a function that sets or clears (`on`) the {name} of OAM entry `sprite` in the 32-byte high table: two bits a sprite, four sprites a byte, sprite 0 in bits 0 and 1 of byte 0; the {name} is the {'upper' if bit else 'lower'} of the two.",
            f"How do I change a sprite's {name} in the OAM high table? Byte sprite / 4, bit 2 * (sprite mod 4){' + 1' if bit else ''}; nothing else may change.",
            f"bit 2 * (sprite mod 4){' + 1' if bit else ''} of table[sprite / 4] := on",
            f'Ticking "{"large" if bit else "left of the screen"}" in the sprite dialog changes one bit: the {"upper" if bit else "lower"} bit of the sprite\'s pair in the high table, where each byte serves four sprites from its lowest bits up. 128 sprites, 32 bytes.',
        ),
    )


def sprite_sizes(rng: random.Random) -> Made:
    sizes = {0: (8, 16), 1: (8, 32), 2: (8, 64), 3: (16, 32), 4: (16, 64), 5: (32, 64)}
    other = rng.choice((0, -1))
    table = ", ".join(f"{{{a}, {b}}}" for a, b in sizes.values())
    body = f"static const int sizes[6][2] = {{{table}}};\nint mode = obsel >> 5;\nif (mode > 5) return {other};\nreturn sizes[mode][large ? 1 : 0];"

    def oracle(obsel: int, large: bool) -> int:
        return sizes.get(obsel // 32, (other, other))[int(large)]

    said = "; ".join(f"{mode}: {a} and {b}" for mode, (a, b) in sizes.items())
    return Made(
        "int @f(uint8_t obsel, bool large)",
        body,
        oracle,
        lambda r: [r.randrange(256), r.randrange(2)],
        (
            f"Write a function that returns the side of small or large sprites in pixels from an OBSEL value, whose upper three bits choose the pair (small and large): {said}. Modes 6 and 7 give {other}.",
            f"How do I know how big sprites are? OBSEL bits 5-7: {said} (small and large side in pixels); for 6 and 7 return {other}.",
            f"side = table[obsel >> 5][large]; {said}; else {other}",
            f"The sprite preview has to look up sizes. Take the mode from the top three bits of $2101 and pick the small or the large one: {said}. I don't support 6 and 7: {other}.",
        ),
    )


RECIPES = (
    word_field,
    set_word_field,
    describe_word,
    flip_map_rows,
    screen_offset,
    expand_16,
    split_32,
    pack_32,
    paint_rectangle,
    flood_fill,
    copy_block,
    replace_tiles,
    scroll_map,
    oam_high_bits,
    sprite_sizes,
)
