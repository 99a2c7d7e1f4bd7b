"""Rows, columns and blocks of map words: steps over screen borders, runs, flips, attributes, neighbours, measures."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Field,
    Fill,
    Half,
    Here,
    If,
    Joined,
    Number,
    Position,
    Read,
    Repeat,
    Shifted,
    Statement,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def cell_to_the_right(draw: Drawer) -> Made:
    cell = draw.variable(16, below=0x800)
    program = (
        If(
            check(masked(cell, 0x1F), "==", 0x1F),
            (put(cell, toggled(masked(cell, 0x7E0), 0x400)),),
            (more(cell),),
        ),
    )
    return program, (
        f"Step one cell to the right in a 64x32 tilemap (two screens side by side). The word {cell.address} is the cell's word offset (below $800): bits 0-4 column, 5-9 row, bit 10 the screen. From column 31 go to column 0 of the other screen, same row.",
        f"64x32 map: cell {cell.address} (word offset, < $800) -> its right neighbour, wrapping from the right screen back to the left.",
        f"w = word[{cell.address}] < $800; w = (w & 31) == 31 ? (w & $7E0) ^ $400 : w + 1.",
        f"I draw text across a background of two 32x32 screens next to each other. The cursor is an offset in words from the map's start, kept in {cell.address} (always under 2048). Move it right by one; behind the last column of a screen comes the first one of the other screen in the same row.",
    )


def cell_below(draw: Drawer) -> Made:
    cell = draw.variable(16, below=0x1000)
    row = masked(cell, 0x3E0)
    program = (
        If(
            check(row, "==", 0x3E0),
            (put(cell, toggled(minus(cell, 0x3E0), 0x800)),),
            (more(cell, 0x20),),
        ),
    )
    return program, (
        f"Step one cell down in a 64x64 tilemap. The word {cell.address} is the cell's word offset (below $1000): bits 0-4 column, 5-9 row, bit 10 right half, bit 11 lower half. From row 31 go to row 0 of the screen above or below, same column.",
        f"64x64 map, word offset {cell.address} (< $1000): move down one row; the lowest row wraps to the top.",
        f"w = word[{cell.address}] < $1000; row 31 (bits 5-9 all set): w = (w - $3E0) ^ $800; else w += $20.",
        f"My vine grows downward through a map of four 32x32 screens (left, right, and the same again below). {cell.address} holds its tip as an offset in words, under 4096. Let it grow by one row: under a screen's last row the first row of the screen beneath follows, and under the whole map its top again.",
    )


def run_with_wrap(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(16, 32))
    column, count, tile = draw.variable(8, below=row.length), draw.variable(8, below=row.length + 1), draw.variable(16)
    own = Algorithms(draw).own
    place = replace(own("place"), below=row.length)
    rising = draw.maybe(0.5)
    drawn = own("tile word", 16)
    turn: tuple[Statement, ...] = (put(at(row, place), drawn), put(place, masked(plus(place, 1), row.length - 1)))
    program = (
        put(place, column),
        put(drawn, tile),
        Repeat(Read(count), (*turn, more(drawn)) if rising else turn),
    )
    told = ", each next word one higher" if rising else ""
    return program, (
        f"Draw byte[{count.address}] cells (0 to {row.length}) into the map row of {row.length} words at {row.address}, from column byte[{column.address}] (below {row.length}) on, wrapping behind the last column to the first. All get the word {tile.address}{told}.",
        f"for i < n: row[(c + i) % {row.length}] = t{' + i' if rising else ''}; n = byte[{count.address}] <= {row.length}, c = byte[{column.address}] < {row.length}, t = word[{tile.address}], row = words {row.address}.",
        f"{row.length}-cell row {row.address}, start column {column.address}, length {count.address} (max {row.length}), tile word {tile.address}{told}. Wrap around.",
        f"The scrolling background's row ({row.length} map words from {row.address}) is a ring. A platform begins in column {column.address} and is {count.address} cells long; its cells get the map word of {tile.address}{told}. What sticks out to the right appears at the left. The column is in the row, and the platform no longer than it.",
    )


def shadow_beside_walls(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 32))
    wall, dark = draw.rng.randrange(0x40, 0x300), draw.rng.randrange(1, 8)
    own = Algorithms(draw).own
    beside, solid = own("beside a wall"), own("solid")
    program = (
        put(beside, 0),
        Each(
            (row,),
            (
                put(solid, 0),
                when(check(masked(Here(row), 0x3FF), ">=", wall), put(solid, 1)),
                when(
                    Both(check(beside, "!=", 0), check(solid, "==", 0)),
                    put(Here(row), joined(masked(Here(row), 0xE3FF), dark << 10)),
                ),
                put(beside, solid),
            ),
        ),
    )
    return program, (
        f"Cast shadows in the map row of {row.length} words at {row.address}: a cell whose left neighbour is a wall (tile number, bits 0-9, at least ${wall:03X}) and which is no wall itself gets palette {dark} (bits 10-12). The first cell has no left neighbour.",
        f"{row.length} map words {row.address}: wall = tile >= ${wall:03X}. Non-wall right of a wall: palette := {dark}.",
        f"for i in 1..{row.length - 1}: if tile(r[i-1]) >= ${wall:03X} > tile(r[i]): r[i] = r[i] & $E3FF | ${dark << 10:04X}; r = words {row.address}; tile = low 10 bits.",
        f"Light comes from the left in my caves. Go along the row ({row.length} tilemap entries from {row.address}); floor directly to the right of rock is in the shade, that is, it uses palette {dark} and stays the same otherwise. Rock is every tile number from ${wall:03X} up.",
    )


def cells_per_palette(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 20, 32))
    counts = draw.array(8, 8)
    palette = Algorithms(draw).own("palette")
    program = (
        Fill(counts, Number(0)),
        Each(
            (row,),
            (
                put(palette, Field(Half(Read(Here(row)), True), 2, 3)),
                more(at(counts, palette)),
            ),
        ),
    )
    return program, (
        f"Count how many of the {row.length} map words at {row.address} use each of the eight palettes (bits 10-12) and write the eight counts to the bytes at {counts.address}, palette 0 first.",
        f"{row.length} tilemap words {row.address} -> palette histogram, 8 bytes at {counts.address}.",
        f"c[0..7] = 0; for w in {where(row)}: ++c[w >> 10 & 7]; c = bytes {counts.address}.",
        f"Which palettes does this part of the map need? For {row.length} background cells, words from {row.address} in the console's format, I want a little statistic at {counts.address}: byte n says how many cells have palette n.",
    )


def trade_two_palettes(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 24, 32))
    one, two = draw.rng.sample(range(8), 2)
    changed, palette = draw.variable(8), Algorithms(draw).own("palette", 16)
    program = (
        put(changed, 0),
        Each(
            (row,),
            (
                put(palette, masked(Here(row), 0x1C00)),
                when(
                    Either(check(palette, "==", one << 10), check(palette, "==", two << 10)),
                    put(Here(row), toggled(Here(row), (one ^ two) << 10)),
                    more(changed),
                ),
            ),
        ),
    )
    return program, (
        f"Exchange palettes {one} and {two} in the {row.length} tilemap words at {row.address} (palette: bits 10-12): cells of one get the other; everything else stays. The number of changed cells goes to {changed.address}.",
        f"Swap palette {one} <-> {two} in {row.length} map words {row.address}; changed count -> byte {changed.address}.",
        f"for w in {where(row)}: p = w >> 10 & 7; p == {one} -> {two}, p == {two} -> {one}, count in byte[{changed.address}] (from 0).",
        f"Day and night quarters change colours: whatever is drawn with palette {one} in the row of {row.length} words from {row.address} shall use {two}, and the other way round. Tile, flips and priority stay. Note in {changed.address} how many cells this touched, 0 if none.",
    )


def range_of_tiles(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 20, 32))
    low, high = draw.variable(16), draw.variable(16)
    tile = Algorithms(draw).own("tile", 16)
    program = (
        put(low, 0x3FF),
        put(high, 0),
        Each(
            (row,),
            (
                put(tile, masked(Here(row), 0x3FF)),
                put(low, Binary("min", Read(low), Read(tile))),
                put(high, Binary("max", Read(high), Read(tile))),
            ),
        ),
    )
    return program, (
        f"Find the lowest and the highest tile number among the {row.length} tilemap words at {row.address} (the tile number is in bits 0-9) and store them as words at {low.address} (lowest) and {high.address} (highest).",
        f"Tile range of {row.length} map words {row.address}: min -> {low.address}, max -> {high.address} (words, attributes ignored).",
        f"word[{low.address}] = min(w & $3FF), word[{high.address}] = max(w & $3FF) over {where(row)}.",
        f"I want to upload no more graphics than a screen needs. Go over its {row.length} map entries from {row.address} and tell me the first tile used ({low.address}) and the last one ({high.address}), both 16 bits wide. Palettes, flips and priority don't matter.",
    )


def tiles_have_moved(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 32))
    first, by = draw.rng.randrange(0x20, 0x200), draw.one(0x10, 0x20, 0x40, 0x80, 0x3F0)
    tile = Algorithms(draw).own("tile", 16)
    program = (
        Each(
            (row,),
            (
                put(tile, masked(Here(row), 0x3FF)),
                when(
                    check(tile, ">=", first),
                    put(Here(row), joined(masked(Here(row), 0xFC00), masked(plus(tile, by), 0x3FF))),
                ),
            ),
        ),
    )
    told = "$10 lower" if by == 0x3F0 else f"${by:X} higher"
    return program, (
        f"All tiles from ${first:03X} on moved: they are ${by:X} higher now (modulo $400). Correct the {row.length} map words at {row.address}: the tile number is in bits 0-9, the attributes stay."
        if by != 0x3F0
        else f"All tiles from ${first:03X} on moved down by $10. Correct the {row.length} map words at {row.address}: the tile number is in bits 0-9 (modulo $400), the attributes stay.",
        f"{row.length} map words {row.address}: tile >= ${first:03X} -> tile {told}, 10 bits wrapping, attributes kept.",
        f"for w in {where(row)}: t = w & $3FF; if t >= ${first:03X}: w = w & $FC00 | (t + ${by:X} & $3FF).",
        f"I shifted part of my tileset in VRAM: what was tile ${first:03X} or beyond stands {told} today, and what runs over $3FF or below 0 comes out at the other end. The screen's {row.length} entries from {row.address} must follow; palette, priority and flips must not change.",
    )


def row_is_symmetric(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(4, 6, 8))
    own = Algorithms(draw).own
    left, right = (replace(own(side), below=row.length) for side in ("left", "right"))
    found = draw.variable(8)
    program = (
        put(found, 0),
        put(left, 0),
        put(right, row.length - 1),
        While(
            check(left, "<", right),
            (
                when(check(toggled(at(row, left), at(row, right)), "!=", 0x4000), more(found)),
                more(left),
                less(right),
            ),
        ),
    )
    return program, (
        f"Count the cells in the left half of the map row at {row.address} ({row.length} words) whose partner in the right half is not its mirror image; partners are the first and last word and so on inward, and the mirror image is the same word with bit 14 inverted. Result to {found.address}.",
        f"byte[{found.address}] = #{{i < {row.length // 2}: r[i] ^ r[{row.length - 1} - i] != $4000}}; r = {row.length} words {row.address}.",
        f"Symmetry check of the map row {row.address} ({row.length} words): mirrored pairs must differ in the h-flip and nothing else. Bad pairs -> {found.address}.",
        f"A face in my tilemap should be symmetric: the right half shows the left one's tiles horizontally flipped, from the outside inward. For the row of {row.length} entries from {row.address}, how many of the {row.length // 2} pairs break the rule (anything different apart from the flip, or the flip not different)? Put that in {found.address}.",
    )


def split_map_words(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 32))
    tiles, attributes = draw.array(8, row.length), draw.array(8, row.length)
    program = (
        Each(
            (row, tiles, attributes),
            (
                put(Here(tiles), Half(Read(Here(row)), False)),
                put(Here(attributes), Half(Read(Here(row)), True)),
            ),
        ),
    )
    return program, (
        f"Split {row.length} tilemap words at {row.address} into two byte planes: the low bytes to {tiles.address}, the high bytes to {attributes.address}.",
        f"{row.length} map words {row.address} -> low bytes {tiles.address}, attribute bytes {attributes.address}.",
        f"t[i] = w[i] & $FF; a[i] = w[i] >> 8; i < {row.length}; w {row.address} (words), t {tiles.address}, a {attributes.address} (bytes).",
        f"My packer does better when tile numbers and attributes stand apart. From the {row.length} background words at {row.address} make a list of the lower bytes ({tiles.address}) and one of the upper bytes ({attributes.address}), in the same order.",
    )


def join_with_row_attribute(draw: Drawer) -> Made:
    tiles = draw.array(8, draw.one(8, 16, 32))
    row, attribute = draw.array(16, tiles.length), draw.variable(8)
    blank = draw.one(0, 0xFF, 0x20)
    empty = draw.rng.randrange(0x400)
    program = (
        Each(
            (tiles, row),
            (
                If(
                    check(Here(tiles), "==", blank),
                    (put(Here(row), empty),),
                    (put(Here(row), Joined(Read(attribute), Read(Here(tiles)))),),
                ),
            ),
        ),
    )
    return program, (
        f"Make {tiles.length} map words at {row.address} of the tile bytes at {tiles.address}: low byte the tile, high byte the attribute from {attribute.address}; but a tile of ${blank:02X} gives the whole word ${empty:04X}.",
        f"w[i] = t[i] == ${blank:02X} ? ${empty:04X} : byte[{attribute.address}] << 8 | t[i]; {tiles.length} entries; t {tiles.address}, w {row.address}.",
        f"{tiles.length} tile bytes {tiles.address} + attribute {attribute.address} -> words {row.address}; ${blank:02X} -> ${empty:04X}.",
        f"A row of my level is only bytes ({tiles.length} from {tiles.address}). On the screen each becomes a map word at {row.address} whose upper half is the room's attribute byte in {attribute.address}. Holes, ${blank:02X} in the level, are drawn with the word ${empty:04X} in every room.",
    )


def four_by_four(draw: Drawer) -> Made:
    out = draw.array(16, 16)
    first, pitch = draw.variable(16), draw.one(16, 16, 8, 32)
    own = Algorithms(draw).own
    next_tile, index = own("next tile", 16), replace(own("place"), below=17)
    program = (
        put(next_tile, first),
        put(index, 0),
        While(
            check(index, "<", 16),
            (
                put(at(out, index), next_tile),
                more(next_tile),
                more(index),
                when(Bits(Read(index), 3, "none"), more(next_tile, pitch - 4)),
            ),
        ),
    )
    return program, (
        f"Fill the 16 words at {out.address} with the map words of a 4x4 block, row by row: the first is word[{first.address}], each one to the right is 1 higher, and each row begins {pitch} higher than the one above it (16 bits).",
        f"o[4 * y + x] = word[{first.address}] + {pitch} * y + x; x, y = 0..3; 16 words at {out.address}.",
        f"4x4 tile block from top-left word {first.address}, tile pitch {pitch}: sixteen words to {out.address}, row-major.",
        f"My boss's portrait is 32x32 pixels, and in VRAM its tiles lie four in a row with {pitch} tiles from row to row. Given the map word of its first tile in {first.address}, write the map words of all sixteen tiles to {out.address}, line by line; plain 16-bit addition is fine.",
    )


def road_joins(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(8, 12, 16))
    out = draw.array(8, cells.length)
    road, base = draw.rng.randrange(0x30, 0xC0), draw.rng.randrange(0x40, 0xF0)
    own = Algorithms(draw).own
    place, mask = own("place"), own("mask")
    last = cells.length - 1
    program = (
        put(place, 0),
        While(
            check(place, "<", cells.length),
            (
                If(
                    check(at(cells, place), ">=", road),
                    (
                        put(mask, 0),
                        when(
                            check(place, "!=", 0),
                            when(check(at(cells, minus(place, 1)), ">=", road), put(mask, 1)),
                        ),
                        when(
                            check(place, "!=", last),
                            when(check(at(cells, plus(place, 1)), ">=", road), more(mask, 2)),
                        ),
                        put(at(out, place), plus(mask, base)),
                    ),
                    (put(at(out, place), at(cells, place)),),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Auto-tile a row of {cells.length} cells (bytes at {cells.address}) into the bytes at {out.address}: a cell of ${road:02X} or more (road) becomes ${base:02X} plus 1 if its left neighbour is road too, plus 2 if its right one is; beyond the row there is no road. Other cells are copied.",
        f"o[i] = c[i] >= ${road:02X} ? ${base:02X} + (c[i-1] >= ${road:02X}) + 2 * (c[i+1] >= ${road:02X}) : c[i]; outside: no; {cells.length} bytes, c {cells.address}, o {out.address}.",
        f"Road ends and middles, {cells.length} cells {cells.address} -> {out.address}: kinds from ${road:02X} up turn into ${base:02X} single, +1 joined left, +2 joined right. Rest unchanged.",
        f"In the level a bridge is just codes of ${road:02X} or more, however long. When it is drawn, its ends look different: picture ${base:02X} for a lonely piece, ${base + 1:02X} if it only continues to the left, ${base + 2:02X} only to the right, ${base + 3:02X} in the middle. Translate the row of {cells.length} codes at {cells.address} into pictures at {out.address}; what isn't bridge stays as it is, and nothing continues beyond the row's ends.",
    )


def snow_settles(draw: Drawer) -> Made:
    above, below = draw.slots(16, 16)
    blank, snow, solid = draw.rng.randrange(0x400), draw.rng.randrange(0x400), draw.rng.randrange(0x80, 0x300)
    program = (
        Each(
            (above, below),
            (
                when(
                    Both(check(Here(above), "==", blank), check(masked(Here(below), 0x3FF), ">=", solid)),
                    put(Here(above), joined(masked(Here(below), 0x1C00), snow)),
                ),
            ),
        ),
    )
    return program, (
        f"Two map rows of {above.length} words: the upper at {above.address}, the lower at {below.address}. Where the upper cell is exactly ${blank:04X} and the tile below it (bits 0-9) is ${solid:03X} or more, put tile ${snow:03X} with the lower cell's palette (bits 10-12, no other attributes) into the upper cell.",
        f"a[i] == ${blank:04X} and (b[i] & $3FF) >= ${solid:03X}: a[i] = b[i] & $1C00 | ${snow:03X}; {above.length} words, a {above.address}, b {below.address}.",
        f"Snow tile ${snow:03X} onto ground: rows {above.address} (upper), {below.address} (lower), {above.length} map words; blank = ${blank:04X}, ground = tile >= ${solid:03X}; palette from the ground, flips and priority 0.",
        f"Overnight it snows. Look at two rows of the map, one above the other ({above.address} and {below.address}, {above.length} cells each): an empty cell, word ${blank:04X}, right over a solid one (tile number from ${solid:03X} upward) becomes snow, tile ${snow:03X}, coloured with the palette of what it lies on; its remaining bits are zero.",
    )


def width_in_use(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 20, 32))
    first, width, start = draw.rng.randrange(0x80, 0x300), draw.variable(8), draw.variable(8)
    program = (
        put(start, Position(row, check(masked(Here(row), 0x3FF), ">=", first), 0)),
        put(width, Position(row, check(masked(Here(row), 0x3FF), ">=", first), 0xFF, last=True)),
        when(check(width, "!=", 0xFF), put(width, minus(width, start))),
        more(width),
    )
    return program, (
        f"How wide is what is drawn in the row of {row.length} map words at {row.address}? Cells whose tile (bits 0-9) is below ${first:03X} are empty. The first used column goes to {start.address}, the width from it to the last used column (both included) to {width.address}; both 0 if all is empty.",
        f"First column and extent of tiles >= ${first:03X} in {row.length} map words {row.address}: {start.address} = first, {width.address} = last - first + 1; empty row: 0, 0.",
        f"used = [i for i < {row.length} if (r[i] & $3FF) >= ${first:03X}]; byte[{start.address}] = min, byte[{width.address}] = max - min + 1, or 0 and 0; r {row.address}.",
        f"To redraw only what is needed I look for the first and last column of a row that isn't empty (empty are the tiles below ${first:03X}, whatever their attributes). The {row.length} words are at {row.address}. Tell me where it begins ({start.address}) and how many columns it spans ({width.address}); nothing there: zero in both.",
    )


def solid_mask_of_row(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16))
    solid = draw.rng.randrange(0x40, 0x300)
    word = row.length == 16
    mask = draw.variable(16 if word else 8)
    left = draw.maybe(0.5)
    top = 1 if left else (0x8000 if word else 0x80)
    program = (
        put(mask, 0),
        Each(
            (row,),
            (
                put(mask, Shifted(Read(mask), "left" if left else "right", 1)),
                when(check(masked(Here(row), 0x3FF), ">=", solid), put(mask, joined(mask, top))),
            ),
        ),
    )
    first = "the highest bit" if left else "bit 0"
    return program, (
        f"Make a collision mask of the {row.length} map words at {row.address}: one bit a cell, set where the tile number (bits 0-9) is at least ${solid:03X}; the first cell is {first}. Store the {row.length}-bit result at {mask.address}.",
        f"{row.length} map words {row.address} -> bit mask {mask.address} ({size(mask)}): tile >= ${solid:03X} is 1, first cell = {first}.",
        f"{size(mask)}[{mask.address}] = bits of ((w & $3FF) >= ${solid:03X}) for w in {where(row)}, {'most' if left else 'least'} significant first.",
        f"A flood of shots has to be tested against one row of the background, so I'd like the row as bits: solid cells 1, others 0, the leftmost cell in {first} of the {size(mask)} {mask.address}. The row's {row.length} entries begin at {row.address}; tiles from ${solid:03X} up are solid.",
    )


def attribute_per_pair(draw: Drawer) -> Made:
    row, packed = draw.array(16, 8), draw.variable(8)
    own = Algorithms(draw).own
    bits, index = own("bits", 16), replace(own("place"), below=9)
    program = (
        put(bits, Widened(Read(packed))),
        put(index, 0),
        While(
            check(index, "<", 8),
            (
                put(
                    at(row, index),
                    joined(masked(at(row, index), 0xE3FF), Shifted(masked(bits, 3), "left", 10)),
                ),
                more(index),
                when(Bits(Read(index), 1, "none"), put(bits, Shifted(Read(bits), "right", 2))),
            ),
        ),
    )
    return program, (
        f"Apply a NES-like attribute byte to eight map words at {row.address}: the byte {packed.address} holds four 2-bit palettes, lowest bits first, and each is for two neighbouring cells. Set the palette (bits 10-12) of each word to it, the rest stays.",
        f"Word i of 8 at {row.address}: palette = byte[{packed.address}] >> (2 * (i / 2)) & 3.",
        f"for i < 8: r[i] = r[i] & $E3FF | (b >> (i & 6) & 3) << 10; r = words {row.address}, b = byte[{packed.address}].",
        f"I port a game whose background colours come in groups of two bits. One byte, {packed.address}, colours eight cells: bits 0-1 the first two, bits 2-3 the next two and so on. The cells' map words are at {row.address}; only their palette numbers, 0 to 3 then, are to change.",
    )


RECIPES = (
    cell_to_the_right,
    cell_below,
    run_with_wrap,
    shadow_beside_walls,
    cells_per_palette,
    trade_two_palettes,
    range_of_tiles,
    tiles_have_moved,
    row_is_symmetric,
    split_map_words,
    join_with_row_attribute,
    four_by_four,
    road_joins,
    snow_settles,
    width_in_use,
    solid_mask_of_row,
    attribute_per_pair,
)
