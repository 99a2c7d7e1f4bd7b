"""Maps of tiles and blocks in WRAM: 8x8, 16x16 and 32x32 pixels, their indexes, neighbours, definitions and changes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Binary, Both, Each, Field, Here, If, Read, Shifted, Statement, While, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, joined, listed, masked, minus, more, plus, put, when, where

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def block_under_point(draw: Drawer) -> Made:
    x, y, block = draw.variable(16), draw.variable(16), draw.variable(16)
    size, shift = draw.one((16, 4), (32, 5))
    wide, bits = draw.one((16, 4), (32, 5))
    high_bits = draw.one(3, 4)
    column, row = Field(Read(x), shift, bits), Field(Read(y), shift, high_bits)
    made = joined(Shifted(row, "left", bits), column)
    return (put(block, made),), (
        f"Write a routine that finds the index of the {size}x{size} block under a point: x is the word {x.address}, y the word {y.address}. The map is {wide} blocks wide and {1 << high_bits} high and repeats beyond that. Index = row * {wide} + column, to the word {block.address}.",
        f"How do I get the block number at pixel position ({x.address}, {y.address})? Words; blocks of {size} pixels; column = (x >> {shift}) & {wide - 1}, row = (y >> {shift}) & {(1 << high_bits) - 1}; word {block.address} = row * {wide} + column.",
        f"word[{block.address}] = ((y >> {shift}) & {(1 << high_bits) - 1}) << {bits} | ((x >> {shift}) & {wide - 1}); x = word[{x.address}], y = word[{y.address}].",
        f"My map of {wide} by {1 << high_bits} blocks, {size} pixels to a side and stored row by row, is endless: it wraps in both directions. Which block does the hero stand on? Position {x.address} and {y.address}, 16 bits each; number to {block.address}, 16 bits.",
    )


def quarter_of_block(draw: Drawer) -> Made:
    x, y, quarter = draw.variable(8), draw.variable(8), draw.variable(8)
    bit = draw.one(3, 4)
    size = 2 << bit
    made = joined(
        Shifted(Field(Read(y), bit, 1), "left", 1),
        Field(Read(x), bit, 1),
    )
    return (put(quarter, made),), (
        f"Write a routine that tells in which quarter of a {size}x{size} block a point lies: bit {bit} of the x byte {x.address} is bit 0, bit {bit} of the y byte {y.address} is bit 1 of {quarter.address} (0 upper left, 1 upper right, 2 lower left, 3 lower right).",
        f"How do I choose one of the four {size // 2}x{size // 2} tiles in a {size}x{size} block? x {x.address}, y {y.address} (bytes, pixels). quarter = (y >> {bit} & 1) * 2 + (x >> {bit} & 1) -> byte {quarter.address}.",
        f"byte[{quarter.address}] = (byte[{y.address}] >> {bit} & 1) << 1 | (byte[{x.address}] >> {bit} & 1).",
        f"Blocks of {size} pixels are made of four tiles: 0 and 1 on top, 2 and 3 below. For the pixel at {x.address}, {y.address} (low position bytes, blocks begin at multiples of {size}) write the tile's number to {quarter.address}.",
    )


def define_block(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    table = draw.array(16, 4 * count)
    block, quarter, word = draw.variable(8, below=count), draw.variable(8, below=4), draw.variable(16)
    put_it = draw.maybe(0.5)
    place = at(table, joined(Shifted(Read(block), "left", 2), quarter))
    program = (put(place, word),) if put_it else (put(word, place),)
    if put_it:
        return program, (
            f"Write a routine that changes a block definition: the word {word.address} becomes tile byte[{quarter.address}] (0 to 3) of block byte[{block.address}] (0 to {count - 1}). Definitions are four words each, from {table.address}.",
            f"How do I replace one of four tiles in a 16x16 block? Table {table.address}, {count} blocks of 4 words; block byte {block.address} < {count}, place byte {quarter.address} < 4, new tile word {word.address}.",
            f"word[{table.address} + 8 * byte[{block.address}] + 2 * byte[{quarter.address}]] = word[{word.address}]; block < {count}, quarter < 4.",
            f"In my editor a click sets a tile of the selected block. The {count} definitions stand in WRAM at {table.address}, 8 bytes apiece (UL, UR, LL, LR words). Selected: {block.address} (below {count}); which of the four: {quarter.address} (below 4); tile word to write: {word.address}.",
        )
    return program, (
        f"Write a routine that looks up tile byte[{quarter.address}] (0 to 3) of block byte[{block.address}] (0 to {count - 1}) in the definitions at {table.address} (four words per block) and stores it at the word {word.address}.",
        f"How do I read one tile word of a 16x16 block? Table {table.address}: {count} blocks, 4 words each. Block number {block.address} < {count}, quarter {quarter.address} < 4 (bytes). To word {word.address}.",
        f"word[{word.address}] = word[{table.address} + 8 * byte[{block.address}] + 2 * byte[{quarter.address}]]; block < {count}, quarter < 4.",
        f"The {count} block definitions of this room were unpacked to {table.address}: upper left, upper right, lower left, lower right, a word each. What tile does block {block.address} (less than {count}) have at position {quarter.address} (less than 4)? Into {word.address}.",
    )


def expand_row_of_blocks(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16)
    blocks = draw.array(8, count)
    lefts, rights = laid_out(draw, count, 4, ("left tile", 0, 16), ("right tile", 2, 16))
    strip = lefts
    base = draw.one(0, 0x2000, 0x0C00, 0x1400)
    lower = draw.maybe(0.4)
    tile = Algorithms(draw).own("tile", 16)
    first = Shifted(Widened(Read(Here(blocks))), "left", 2)
    offset = base + (2 if lower else 0)
    program = (
        Each(
            (blocks, lefts, rights),
            (
                put(tile, plus(first, offset) if offset else first),
                put(Here(lefts), tile),
                put(Here(rights), plus(tile, 1)),
            ),
        ),
    )
    tiles = f"4 * b{f' + ${offset:04X}' if offset else ''} and one more than that"
    which = "lower" if lower else "upper"
    return program, (
        f"Write a routine that draws the {which} half of a row of blocks: the {count} bytes at {blocks.address} are block numbers b, and each gives two words, {tiles}; the {2 * count} words go to {strip.address} from left to right.",
        f"How do I expand {count} 16x16 block numbers ({blocks.address}, bytes) to {2 * count} tile words at {strip.address}? Every block's four tiles are consecutive; its {which} pair is {tiles}.",
        f"for i < {count}: t = 4 * byte[{blocks.address} + i]{f' + ${offset:04X}' if offset else ''}; word[{strip.address} + 4i] = t; word[{strip.address} + 4i + 2] = t + 1.",
        f"My blocks need no table: block b consists of the tiles 4b to 4b + 3, row by row{f', drawn with ${base:04X} added' if base else ''}. From a row of {count} block bytes at {blocks.address} make the map words of its {which} tile row, {2 * count} words at {strip.address}.",
    )


def neighbours_of_block(draw: Drawer) -> Made:
    wide, high = draw.one((8, 8), (16, 8), (8, 4), (4, 8))
    tiles, place, result = draw.array(8, wide * high), draw.variable(8, below=wide * high), draw.variable(8)
    across = draw.maybe(0.5)
    size = wide * high
    limit, step, edge = (
        (check(masked(place, wide - 1), "==", wide - 1), 1, "the right edge")
        if across
        else (check(place, ">=", size - wide), wide, "the bottom row")
    )
    outside = draw.one(0, 0xFF, draw.rng.randrange(256))
    program = (If(limit, (put(result, outside),), (put(result, at(tiles, plus(place, step))),)),)
    way = "right of" if across else "below"
    return program, (
        f"Write a routine that reads the block {way} cell byte[{place.address}] (0 to {size - 1}) of a map of {wide}x{high} bytes at {tiles.address}, rows one behind the other. It goes to {result.address}; at {edge} ${outside:02X} does.",
        f"How do I look at the neighbour {way} a cell without running over the edge? Map {tiles.address}, {wide} columns, {high} rows, bytes; cell index {place.address} < {size}. Result byte {result.address}; ${outside:02X} for cells at {edge}.",
        f"n = byte[{place.address}] < {size}; byte[{result.address}] = {f'n % {wide} == {wide - 1}' if across else f'n >= {size - wide}'} ? ${outside:02X} : byte[{tiles.address} + n + {step}].",
        f"Pushing a crate needs to know what is {way} it. The puzzle room is {wide} cells wide and {high} high ({tiles.address}, a byte a cell); the crate is cell number {place.address}, below {size}. Answer in {result.address}, where ${outside:02X} stands for the wall around the room.",
    )


def move_crate(draw: Drawer) -> Made:
    wide, high = draw.one((8, 8), (16, 8), (16, 16), (8, 16))
    size = wide * high
    step = draw.one(1, wide)
    tiles, place = draw.array(8, size), draw.variable(8, below=size - step)
    floor, crate = draw.rng.sample(range(256), 2)
    way = "to the right" if step == 1 else "down"
    target = at(tiles, plus(place, step))
    program = (
        when(
            check(target, "==", floor),
            put(target, crate),
            put(at(tiles, place), floor),
            more(place, step),
        ),
    )
    return program, (
        f"Write a routine that pushes a crate one cell {way} in a map of {size} bytes at {tiles.address}: if the cell {step} further than byte[{place.address}] holds ${floor:02X}, it becomes ${crate:02X}, the crate's own cell becomes ${floor:02X}, and {place.address} rises by {step}. Else nothing happens. The index is below {size - step}.",
        f"How do I slide a block {way} if there is room? Map {tiles.address} ({wide} bytes a row); crate index {place.address} < {size - step}; free floor is ${floor:02X}, crate ${crate:02X}; target index = index + {step}.",
        f"n = byte[{place.address}] < {size - step}; if byte[{tiles.address} + n + {step}] == ${floor:02X}: that = ${crate:02X}, byte[{tiles.address} + n] = ${floor:02X}, byte[{place.address}] = n + {step}.",
        f"Sokoban room, {wide} cells across, at {tiles.address}. The crate stands in cell {place.address} (always under {size - step}) and is shoved {way}: {step} cell numbers on. Only plain floor (${floor:02X}) lets it in; it leaves floor behind and shows as ${crate:02X} where it is now.",
    )


def block_attribute(draw: Drawer) -> Made:
    tiles, result = draw.array(8, draw.one(32, 64, 128)), draw.variable(8)
    place = draw.variable(8, below=tiles.length)
    kinds = draw.table(16)
    looked = at(kinds, masked(at(tiles, place), 0x0F))
    return (put(result, looked),), (
        f"Write a routine that finds the behaviour of map cell byte[{place.address}] (0 to {tiles.length - 1}): the low nibble of the byte there (map at {tiles.address}) selects an entry of {listed(kinds)}, which goes to {result.address}.",
        f"How do I get a tile's behaviour? Map {tiles.address}, {tiles.length} bytes; cell index {place.address} < {tiles.length}; the tile's lowest four bits index the 16 values {listed(kinds)}. Result byte {result.address}.",
        f"byte[{result.address}] = ({listed(kinds)})[byte[{tiles.address} + byte[{place.address}]] & $0F], index < {tiles.length}.",
        f"In my map format ({tiles.address}, {tiles.length} cells of a byte) bits 0 to 3 of a cell are its ground: {listed(kinds)} are what the sixteen grounds do. Look up cell {place.address} (below {tiles.length}) and put what its ground does at {result.address}.",
    )


def screen_corner(draw: Drawer) -> Made:
    column, row, offset = draw.variable(8, below=32), draw.variable(8, below=32), draw.variable(16)
    bits = 4
    made = joined(
        joined(
            Shifted(Widened(Field(Read(row), bits, 1)), "left", 9),
            Shifted(Widened(Field(Read(column), bits, 1)), "left", 8),
        ),
        joined(
            Shifted(Widened(Field(Read(row), 0, bits)), "left", 4),
            Widened(Field(Read(column), 0, bits)),
        ),
    )
    return (put(offset, made),), (
        f"Write a routine that computes the offset of a cell in a map of four 16x16 screens: row byte {row.address} and column byte {column.address} are 0 to 31. Bits 0-3 of the offset are the column's low 4 bits, bits 4-7 the row's, bit 8 is bit 4 of the column, bit 9 bit 4 of the row. Word {offset.address}.",
        f"How do I index a 32x32-block area that is stored screen by screen (four screens of 16x16 bytes: UL, UR, LL, LR)? Row {row.address} < 32, column {column.address} < 32. word {offset.address} = (row & 16) << 5 | (column & 16) << 4 | (row & 15) << 4 | (column & 15).",
        f"word[{offset.address}] = (r >> 4) << 9 | (c >> 4) << 8 | (r & 15) << 4 | (c & 15); r = byte[{row.address}] < 32, c = byte[{column.address}] < 32.",
        f"A big room in my format is two by two screens, each stored whole: 256 blocks, 16 a row. From the block's coordinates in the big room, {column.address} across and {row.address} down (both below 32), compute its place (0 to 1023) into {offset.address}, 16-bit.",
    )


def halve_map(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16)
    tiles, blocks = draw.array(8, 2 * count), draw.array(8, count)
    which = draw.one("max", "min", "or")
    place = Algorithms(draw).own("place")
    made = Binary(which, Read(at(tiles, place)), Read(at(tiles, plus(place, 1))))
    program = (put(place, 0), Each((blocks,), (put(Here(blocks), made), put(place, plus(place, 2)))))
    what = {"max": "the greater", "min": "the smaller", "or": "the bitwise OR"}[which]
    sign = {"max": "max(a, b)", "min": "min(a, b)", "or": "a | b"}[which]
    return program, (
        f"Write a routine that shrinks a row to half its width: each of the {count} bytes at {blocks.address} becomes {what} of two neighbouring bytes of the {2 * count} at {tiles.address} (first pair to the first byte).",
        f"How do I downsample {2 * count} cells to {count}? Source {tiles.address}, target {blocks.address}, bytes: target[i] = {sign} with a = source[2i], b = source[2i + 1]{', unsigned' if which != 'or' else ''}.",
        f"byte[{blocks.address} + i] = {sign}; a = byte[{tiles.address} + 2i], b = byte[{tiles.address} + 2i + 1]; i < {count}.",
        f"For the minimap two cells make one. The room's row has {2 * count} bytes at {tiles.address}; each pair is represented by {what} of its two{' (unsigned)' if which != 'or' else ''}, in {count} bytes at {blocks.address}.",
    )


def flood_step(draw: Drawer) -> Made:
    tiles = draw.array(8, draw.one(8, 16, 20, 32))
    water, empty = draw.rng.sample(range(1, 256), 2)
    working = Algorithms(draw)
    before, held = working.own("before"), working.own("held")
    program = (
        put(before, empty),
        Each(
            (tiles,),
            (
                put(held, Here(tiles)),
                when(
                    Both(check(held, "==", empty), check(before, "==", water)),
                    put(Here(tiles), water),
                ),
                put(before, held),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets water flow one cell to the right in the {where(tiles)}: a cell with ${empty:02X} whose left neighbour was ${water:02X} before the call becomes ${water:02X}. The first cell has no left neighbour.",
        f"How do I spread water by exactly one cell a call? Row: {where(tiles)}. Cell i > 0: if it is ${empty:02X} and cell i - 1 held ${water:02X} at the start of the call, it becomes ${water:02X}.",
        f"new[i] = old[i] == ${empty:02X} && i > 0 && old[i-1] == ${water:02X} ? ${water:02X} : old[i]; {where(tiles)}.",
        f"The canal is {tiles.length} cells long ({tiles.address}, a byte each). Water (${water:02X}) enters dry cells (${empty:02X}) to the right of it, one cell per call - newly filled cells don't flow on in the same call. Other cells are walls.",
    )


def fall_in_column(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(6, 8, 12, 16))
    working = Algorithms(draw)
    place, held = working.own("place"), working.own("held")
    here, above = at(cells, place), at(cells, minus(place, 1))
    program = (
        put(place, cells.length - 1),
        While(
            check(place, "!=", 0),
            (
                when(
                    check(here, "==", 0),
                    put(held, above),
                    put(here, held),
                    put(above, 0),
                ),
                put(place, minus(place, 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets stones fall by one: the {cells.length} bytes at {cells.address} are a column from top to bottom, 0 is empty. Going from the last cell up to the second: if a cell is empty, the content of the one above moves into it and that becomes 0.",
        f"How do I drop blocks in a falling-block puzzle? Column: {where(cells)}, top first, 0 = free. For i = {cells.length - 1} down to 1: if c[i] == 0: c[i] = c[i-1], c[i-1] = 0.",
        f"for i = {cells.length - 1}..1: if c[i] == 0 then c[i] = c[i-1], c[i-1] = 0; c = bytes at {cells.address}.",
        f"One column of my gem game is kept at {cells.address}, {cells.length} bytes, highest cell first. Make the gems (non-zero) above a gap sink by one cell, working from the bottom cell upwards so that all of them move together.",
    )


def open_directions(draw: Drawer) -> Made:
    wide, high = 8, draw.one(8, 8, 4)
    size = wide * high
    tiles, place, result = draw.array(8, size), draw.variable(8, below=size - 2 * wide), draw.variable(8)
    solid = draw.rng.randrange(0x20, 0xE0)
    program = (
        put(result, 0),
        when(check(at(tiles, place), "<", solid), put(result, 1)),
        when(check(at(tiles, plus(place, 2 * wide)), "<", solid), put(result, joined(result, 2))),
        when(check(at(tiles, plus(place, wide - 1)), "<", solid), put(result, joined(result, 4))),
        when(check(at(tiles, plus(place, wide + 1)), "<", solid), put(result, joined(result, 8))),
    )
    return program, (
        f"Write a routine that finds the open ways from a cell of a map {wide} bytes wide at {tiles.address}. {place.address} is the index of the cell above it (below {size - 2 * wide}), so its neighbours are at that index (up), + {2 * wide} (down), + {wide - 1} (left) and + {wide + 1} (right). {result.address} gets bit 0 for up, 1 for down, 2 for left, 3 for right where the byte is less than ${solid:02X}.",
        f"How do I make a mask of free directions? Map {tiles.address}, {wide} a row, {size} bytes; n = byte[{place.address}] < {size - 2 * wide} is the upper neighbour's index. Free means < ${solid:02X}: byte {result.address} = (m[n] free) | (m[n+{2 * wide}] free) << 1 | (m[n+{wide - 1}] free) << 2 | (m[n+{wide + 1}] free) << 3.",
        f"n = byte[{place.address}]; byte[{result.address}] = (m[n] < ${solid:02X}) + 2 * (m[n+{2 * wide}] < ${solid:02X}) + 4 * (m[n+{wide - 1}] < ${solid:02X}) + 8 * (m[n+{wide + 1}] < ${solid:02X}); m = bytes at {tiles.address}, n < {size - 2 * wide}.",
        f"Ghosts in my maze choose at crossings. {place.address} holds the cell index right above the ghost (never {size - 2 * wide} or more; rows have {wide} cells, map bytes from {tiles.address}). Look above, below, left and right of the ghost - offsets 0, {2 * wide}, {wide - 1}, {wide + 1} from there - and set bits 0, 1, 2, 3 of {result.address} for ways whose tile is under ${solid:02X}; the other bits 0.",
    )


def count_around(draw: Drawer) -> Made:
    cells, wanted = draw.array(8, draw.one(16, 32, 64)), draw.rng.randrange(256)
    place, result = draw.variable(8, below=cells.length - 2), draw.variable(8)
    same = [check(at(cells, plus(place, n) if n else place), "==", wanted) for n in (0, 2)]
    program: tuple[Statement, ...] = (put(result, 0), *(when(one, more(result)) for one in same))
    return program, (
        f"Write a routine that counts the neighbours of the middle cell: in the {where(cells)}, how many of those with the indexes byte[{place.address}] and byte[{place.address}] + 2 are ${wanted:02X}? The index is below {cells.length - 2}; 0, 1 or 2 goes to {result.address}.",
        f"How do I do the neighbour count of a one-dimensional automaton? Cells {cells.address} ({cells.length} bytes), left neighbour's index byte[{place.address}] < {cells.length - 2}, right one's 2 more. Count those equal to ${wanted:02X} in byte {result.address}.",
        f"byte[{result.address}] = (c[n] == ${wanted:02X}) + (c[n + 2] == ${wanted:02X}); n = byte[{place.address}] < {cells.length - 2}, c = bytes at {cells.address}.",
        f"A fence post looks left and right: its left neighbour is cell {place.address} (at most {cells.length - 3}) of the {cells.length} at {cells.address}, its right one two cells further. Store at {result.address} how many of these two are fence, ${wanted:02X}, too.",
    )


def cell_to_pixels(draw: Drawer) -> Made:
    place, x, y = draw.variable(8), draw.variable(16), draw.variable(16)
    origin_x, origin_y = draw.variable(16), draw.variable(16)
    size, shift = draw.one((8, 3), (16, 4), (32, 5))
    half = draw.maybe(0.5)
    center = size // 2 if half else 0
    column = Shifted(Widened(Field(Read(place), 0, 4)), "left", shift)
    row = Shifted(Widened(Field(Read(place), 4, 4)), "left", shift)
    program = (
        put(x, plus(plus(column, origin_x), center) if half else plus(column, origin_x)),
        put(y, plus(plus(row, origin_y), center) if half else plus(row, origin_y)),
    )
    what = "middle" if half else "upper left corner"
    tail = f" + {center}" if half else ""
    return program, (
        f"Write a routine that converts the cell number {place.address} (low nibble column, high nibble row, cells of {size}x{size} pixels) to the pixel position of its {what}: x = column * {size} + word {origin_x.address}{tail} to the word {x.address}, y = row * {size} + word {origin_y.address}{tail} to the word {y.address}.",
        f"How do I place a sprite on grid cell yx? byte {place.address}: $YX. Words: {x.address} = word[{origin_x.address}] + {size} * X{tail}; {y.address} = word[{origin_y.address}] + {size} * Y{tail}.",
        f"word[{x.address}] = word[{origin_x.address}] + (n & $0F) * {size}{tail}; word[{y.address}] = word[{origin_y.address}] + (n >> 4) * {size}{tail}; n = byte[{place.address}].",
        f"Objects in my room data are one byte: row in the upper, column in the lower four bits, in units of {size} pixels, relative to the room's corner at {origin_x.address} (x) and {origin_y.address} (y). Put the {what} of object byte {place.address} into {x.address} and {y.address}, all of these words.",
    )


RECIPES = (
    block_under_point,
    quarter_of_block,
    define_block,
    expand_row_of_blocks,
    neighbours_of_block,
    move_crate,
    block_attribute,
    screen_corner,
    halve_map,
    flood_step,
    fall_in_column,
    open_directions,
    count_around,
    cell_to_pixels,
)
