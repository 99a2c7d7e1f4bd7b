"""Places in VRAM: rows, columns and tiles of maps and graphics, seams, registers that say where things begin."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Field,
    Half,
    If,
    Number,
    Read,
    Shifted,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    masked,
    minus,
    plus,
    put,
    when,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def seam_row_address(draw: Drawer) -> Made:
    y, address = draw.variable(16), draw.variable(16)
    base = draw.one(0x0000, 0x1000, 0x5000, 0x6000, 0x7000)
    tall = draw.maybe(0.6)
    row = Algorithms(draw).own("row", 16)
    screen = 0x800 if tall else 0x400
    program = (
        put(row, Shifted(Read(y), "right", 3)),
        put(
            address,
            plus(
                plus(Shifted(masked(row, 31), "left", 5), base),
                either(Bits(Read(row), 32, "any"), Number(screen, 16), Number(0, 16)),
            ),
        ),
    )
    shape = "64x64" if tall else "32x64"
    return program, (
        f"Write a routine that finds where a map row begins in VRAM: the scroll value in the word {y.address} divided by 8 is the row r; in a {shape} tilemap at word address ${base:04X} that is ${base:04X} + 32 * (r modulo 32), plus ${screen:X} if bit 5 of r is set. Store it at the word {address.address}, 16 bits.",
        f"VRAM word address of the tile row at y scroll {y.address} (word)? {shape} map at ${base:04X}: row r = y >> 3; base + (r & 31) * 32, + ${screen:X} for r & 32. To word {address.address}.",
        f"r = word[{y.address}] >> 3; word[{address.address}] = ${base:04X} + ((r & 31) << 5) + (r & 32 ? ${screen:X} : 0).",
        f"When the camera ({y.address}, pixels, 16 bits) comes to a new tile row I upload it. My map, {shape} tiles from ${base:04X} on in words, consists of 32x32 screens; the lower ones begin ${screen:X} words behind the upper. Leftmost tile's address to {address.address}; rows repeat after 64.",
    )


def split_at_map_edge(draw: Drawer) -> Made:
    start, count, first, second = draw.variable(8), draw.variable(8, below=33), draw.variable(8), draw.variable(8)
    inside = Algorithms(draw).own("room")
    program = (
        put(inside, minus(Number(32), masked(start, 31))),
        put(first, Binary("min", Read(count), Read(inside))),
        put(second, minus(count, first)),
    )
    return program, (
        f"Write a routine that splits a strip of tiles at the edge of a 32-tile screen: it begins at column byte[{start.address}] modulo 32 and is byte[{count.address}] tiles long (at most 32). {first.address} gets how many of them lie before the edge, {second.address} the rest (0 if it doesn't reach it).",
        f"Two-part upload for a wrapping row? Start {start.address} (& 31), length {count.address} (0..32): part one = min(length, 32 - start) -> {first.address}; part two = the remainder -> {second.address}.",
        f"byte[{first.address}] = min(n, 32 - (byte[{start.address}] & 31)); byte[{second.address}] = n - that; n = byte[{count.address}] <= 32.",
        f"A row of my map runs out of one screen and continues at the left of the next one, so the DMA needs two pieces. The row starts in column {start.address} (take it modulo 32) with {count.address} tiles, no more than 32 of them. Lengths to {first.address} and {second.address}.",
    )


def plane_row_address(draw: Drawer) -> Made:
    tile, row, low, high = draw.variable(16, below=0x400), draw.variable(8), draw.variable(16), draw.variable(16)
    base = draw.one(0x0000, 0x2000, 0x4000)
    program = (
        put(low, plus(plus(Shifted(Read(tile), "left", 4), Widened(masked(row, 7))), base)),
        put(high, plus(low, 8)),
    )
    return program, (
        f"Write a routine that finds a row of pixels of a 4bpp tile in VRAM: tile number in the word {tile.address} (below $400), row = byte {row.address} modulo 8. Planes 0 and 1 are the word at ${base:04X} + 16 * tile + row, to {low.address}; planes 2 and 3 are 8 words further, to {high.address}.",
        f"Word addresses of pixel row {row.address} (& 7) of 4bpp tile {tile.address} (word, < 1024), tiles from ${base:04X}? Low planes -> word {low.address}, high planes (+8) -> word {high.address}.",
        f"word[{low.address}] = ${base:04X} + 16 * word[{tile.address}] + (byte[{row.address}] & 7); word[{high.address}] = that + 8; tile < $400.",
        f"I poke single pixel rows into 16-colour tiles. A tile has 16 words: eight for the planes 0/1, a row each, then eight for 2/3. Tile {tile.address} (two bytes, under $400), row {row.address} (only three bits of it), graphics at ${base:04X}: give me both word addresses, {low.address} and {high.address}.",
    )


def remapped_address(draw: Drawer) -> Made:
    address, result = draw.variable(16), draw.variable(16)
    bits, mask = draw.one((3, 0xFF), (4, 0x1FF), (5, 0x3FF))
    kind = bits - 2
    width = bits + 5
    low = masked(Shifted(Read(address), "left", 3), mask)
    top = Field(Read(address), width - 3, 3)
    program = (put(result, joined(joined(masked(address, 0xFFFF ^ mask), low), top)),)
    return program, (
        f"Write a routine that does what VMAIN's address translation {kind} does: the low {width} bits of the word {address.address} are rotated left by 3 (the upper three of them become the lowest); the bits above stay. The result goes to the word {result.address}.",
        f"Which VRAM address is really accessed with $2115 bits 2-3 = {kind}? Address word {address.address}: rotate its low {width} bits left by three. To word {result.address}.",
        f"a = word[{address.address}]; word[{result.address}] = (a & ${0xFFFF ^ mask:04X}) | ((a << 3) & ${mask:04X}) | ((a >> {width - 3}) & 7).",
        f"My emulator ignores the remapping of bitmap graphics so far. Mode {kind} turns the lowest {width} bits of the address in {address.address} in a circle, three places up. What comes out is stored at {result.address}, 16 bits.",
    )


def layer_graphics_base(draw: Drawer) -> Made:
    register, layer, base = draw.variable(8), draw.variable(8), draw.variable(16)
    odd = Bits(Read(layer), 1, "any")
    program = (
        put(
            base,
            Shifted(
                Widened(either(odd, masked(Shifted(Read(register), "right", 4), 7), masked(register, 7))), "left", 12
            ),
        ),
    )
    return program, (
        f"Write a routine that reads a layer's character base from a copy of BG12NBA: in {register.address} the low nibble belongs to the first layer, the high nibble to the second; of each three bits count. Bit 0 of {layer.address} chooses (1: second). The nibble times $1000 goes to the word {base.address}.",
        f"CHR base word address from $210B mirror {register.address}? Layer: bit 0 of {layer.address} (0 low nibble, 1 high nibble), & 7, << 12 -> word {base.address}.",
        f"n = byte[{layer.address}] & 1 ? byte[{register.address}] >> 4 : byte[{register.address}]; word[{base.address}] = (n & 7) * $1000.",
        f"Where do a background's tiles start? The register, copied to {register.address}, has four bits for each of two backgrounds in units of $1000 words (the fourth bit is useless). I ask for the first one with an even {layer.address}, for the second with an odd one. VRAM word address to {base.address}.",
    )


def sprite_tile_address(draw: Drawer) -> Made:
    register, tile, attributes, address = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    base = Shifted(Widened(masked(register, 3)), "left", 13)
    gap = Shifted(plus(Widened(Field(Read(register), 3, 2)), 1), "left", 12)
    start = Algorithms(draw).own("start", 16)
    program = (
        put(start, base),
        when(Bits(Read(attributes), 1, "any"), put(start, plus(start, gap))),
        put(address, masked(plus(start, Shifted(Widened(Read(tile)), "left", 4)), 0x7FFF)),
    )
    return program, (
        f"Write a routine that finds a sprite tile in VRAM: base = (OBSEL & 3) * $2000 with OBSEL's copy in {register.address}; if bit 0 of the attributes {attributes.address} is set, (bits 3-4 of OBSEL + 1) * $1000 is added; then 16 * the tile {tile.address}. The sum modulo $8000 goes to the word {address.address}.",
        f"OBJ tile word address? OBSEL mirror {register.address} (base bits 0-2, of which two are used; gap bits 3-4), tile byte {tile.address}, attr byte {attributes.address} (bit 0 = second table). To word {address.address}, & $7FFF.",
        f"s = byte[{register.address}]; word[{address.address}] = ((s & 3) * $2000 + (byte[{attributes.address}] & 1 ? ((s >> 3 & 3) + 1) * $1000 : 0) + 16 * byte[{tile.address}]) & $7FFF.",
        f"For my sprite viewer: which VRAM word does the picture begin at? $2101 (copy in {register.address}) places the first 256 tiles in steps of $2000 words by its lowest two bits, the second 256 behind by 1 to 4 times $1000 according to bits 3 and 4. The OAM entry's tile is {tile.address}, its last byte {attributes.address}; the name bit picks the second table. 16 words a tile, VRAM has $8000: result to {address.address}.",
    )


def cell_of_map_address(draw: Drawer) -> Made:
    address, column, row, inside = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    base = draw.rng.randrange(1, 0x1C) * 0x400
    place = Algorithms(draw).own("place", 16)
    program = (
        put(place, minus(address, base)),
        If(
            check(place, "<", 0x400),
            (
                put(column, Half(masked(place, 31), False)),
                put(row, Half(Shifted(Read(place), "right", 5), False)),
                put(inside, 1),
            ),
            (put(inside, 0),),
        ),
    )
    return program, (
        f"Write a routine that turns a VRAM word address back into a tile position: if the word {address.address} lies in the 32x32 map at ${base:04X} ($400 words), {column.address} becomes its column, {row.address} its row and {inside.address} 1. Elsewhere only {inside.address} becomes 0.",
        f"Column and row of VRAM word {address.address} in the map ${base:04X}-${base + 0x3FF:04X}? column {column.address}, row {row.address}, in-map flag {inside.address} (0: leave the others).",
        f"p = word[{address.address}] - ${base:04X}; 0 <= p < $400: byte[{column.address}] = p & 31, byte[{row.address}] = p >> 5, byte[{inside.address}] = 1; else byte[{inside.address}] = 0.",
        f"A breakpoint tells me that VRAM word {address.address} was written. If that is in the tilemap (32 by 32 entries from ${base:04X}), which cell is it? Column to {column.address}, line to {row.address}, and 1 to {inside.address}; any other address gives 0 there and nothing else.",
    )


def next_column_by_direction(draw: Drawer) -> Made:
    old, now, column = draw.variable(16), draw.variable(16), draw.variable(8)
    wide = draw.one(31, 32, 33)
    working = Algorithms(draw)
    before, after = working.own("before", 16), working.own("after", 16)
    program = (
        put(before, Shifted(Read(old), "right", 3)),
        put(after, Shifted(Read(now), "right", 3)),
        If(
            check(before, "==", after),
            (put(column, 0xFF),),
            (
                If(
                    Bits(minus(after, before), 0x1000, "none"),
                    (put(column, masked(Half(plus(after, wide), False), 63)),),
                    (put(column, masked(Half(Read(after), False), 63)),),
                ),
            ),
        ),
        put(old, now),
    )
    return program, (
        f"Write a routine that says which tile column to load after scrolling. Columns are the scroll words divided by 8: before from {old.address}, now from {now.address}. If they are equal {column.address} becomes $FF. Otherwise, if bit 12 of (now - before) is clear (moved right), it becomes (now + {wide}) modulo 64, else (moved left) now modulo 64. Then {old.address} becomes {now.address}.",
        f"Seam column? x before {old.address}, x now {now.address} (words), c = x >> 3. Same column: {column.address} = $FF. (c_now - c_before) & $1000 clear: (c_now + {wide}) & 63; set: c_now & 63. Remember x.",
        f"a = word[{old.address}] >> 3, b = word[{now.address}] >> 3; byte[{column.address}] = a == b ? $FF : ((b - a) & $1000 ? b : b + {wide}) & 63; word[{old.address}] = word[{now.address}].",
        f"My map is 64 columns round. When the camera has gone to another column the new one must be drawn: at the right side, {wide} columns further than the leftmost, if it went right, at the left side if it went left (bit 12 of the 16-bit difference of the column numbers tells). Camera in pixels: {now.address}, and at the last call {old.address}, which you update. Column to {column.address}, or $FF if none is due.",
    )


def offset_per_tile_word(draw: Drawer) -> Made:
    scroll, layers, entry = draw.variable(16), draw.variable(8), draw.variable(16)
    vertical = draw.maybe(0.5)
    base = masked(scroll, 0x03FF)
    made = joined(base, 0x8000) if vertical else base
    word = Algorithms(draw).own("entry", 16)
    program = (
        put(word, made),
        when(Bits(Read(layers), 1, "any"), put(word, joined(word, 0x2000))),
        when(Bits(Read(layers), 2, "any"), put(word, joined(word, 0x4000))),
        put(entry, word),
    )
    what = "vertical" if vertical else "horizontal"
    return program, (
        f"Write a routine that makes an offset-per-tile entry for mode 4: the low ten bits of the word {scroll.address}, bit 13 set if bit 0 of {layers.address} is set (BG1), bit 14 set if bit 1 is (BG2), bit 15 {'set (vertical)' if vertical else 'clear (horizontal)'}; all other bits 0. To the word {entry.address}.",
        f"BG3 word for a {what} column offset in mode 4? Offset word {scroll.address} (10 bits), apply to BG1/BG2 by bits 0/1 of {layers.address} -> bits 13/14, bit 15 = {int(vertical)}. Word {entry.address}.",
        f"word[{entry.address}] = (word[{scroll.address}] & $3FF) | (l & 1) << 13 | (l & 2) << 13{' | $8000' if vertical else ''}; l = byte[{layers.address}].",
        f"The water surface moves column by column, which mode 4 does with offsets in the third layer's map. Prepare one such word at {entry.address}: the {what} scroll from {scroll.address}, cut to ten bits; it concerns the first layer if the lowest bit of {layers.address} is on and the second if the next one is (the PPU's bits 13 and 14). Bit 15 tells the direction: {int(vertical)}.",
    )


def two_depths_of_tile(draw: Drawer) -> Made:
    tile, result, half = draw.variable(16), draw.variable(16), draw.variable(8)
    deep = draw.one(1, 2)
    program = (
        put(result, masked(Shifted(Read(tile), "right", deep), 0x3FF)),
        put(half, Half(masked(tile, (1 << deep) - 1), False)),
    )
    other = {1: "4bpp", 2: "8bpp"}[deep]
    return program, (
        f"Write a routine that converts a 2bpp tile number to the {other} tile that covers it in VRAM: the word {tile.address} divided by {1 << deep} (rounded down, cut to ten bits) goes to the word {result.address}, the remainder to {half.address}.",
        f"Which {other} tile holds 2bpp tile {tile.address} (word)? tile >> {deep}, 10 bits -> word {result.address}; which part of it, tile & {(1 << deep) - 1} -> byte {half.address}.",
        f"word[{result.address}] = (word[{tile.address}] >> {deep}) & $3FF; byte[{half.address}] = word[{tile.address}] & {(1 << deep) - 1}.",
        f"The font is 2bpp, but I view VRAM as {other}, where a tile is {1 << deep} times as big. For the font's tile {tile.address} (16 bits) tell me the big tile's number ({result.address}, no more than ten bits) and the how-manieth part of it is meant ({half.address}, from 0).",
    )


def scroll_pair_bytes(draw: Drawer) -> Made:
    scroll, shake, low, high = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    sum_ = Algorithms(draw).own("sum", 16)
    program = (
        put(sum_, plus(scroll, Widened(Read(shake), signed=True))),
        put(low, Half(Read(sum_), False)),
        put(high, masked(Half(Read(sum_), True), 3)),
    )
    return program, (
        f"Write a routine that prepares the two writes to a scroll register: the signed byte {shake.address} is added to the word {scroll.address} (which stays); the sum's low byte goes to {low.address}, bits 8 and 9 of it to {high.address} (0 to 3).",
        f"BGnHOFS write-twice bytes with a shake offset? Scroll word {scroll.address} + signed byte {shake.address}; first write {low.address}, second write {high.address} (two bits).",
        f"s = word[{scroll.address}] + (s8)byte[{shake.address}]; byte[{low.address}] = s & $FF; byte[{high.address}] = (s >> 8) & 3.",
        f"During the eruption the background trembles: {shake.address}, -128 to 127, comes on top of the true scroll position {scroll.address} just for the display. The NMI writes {low.address} and then {high.address} to the register; the latter has only the two bits that a background of 1024 pixels uses.",
    )


def map_rows_between(draw: Drawer) -> Made:
    top, bottom, first, count = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    low, high = Binary("min", Read(top), Read(bottom)), Binary("max", Read(top), Read(bottom))
    last = Algorithms(draw).own("last")
    program = (
        put(last, Shifted(high, "right", 3)),
        put(first, Shifted(low, "right", 3)),
        put(count, plus(minus(last, first), 1)),
    )
    return program, (
        f"Write a routine that finds the tile rows between two screen lines, the bytes {top.address} and {bottom.address} (in either order): the row (line / 8) of the upper one goes to {first.address}, the number of rows from there to that of the lower one, both included, to {count.address}.",
        f"Rows of 8 pixels touched by lines {top.address} to {bottom.address}, whichever is smaller first? First row -> {first.address}, count -> {count.address}.",
        f"byte[{first.address}] = min(a, b) >> 3; byte[{count.address}] = (max(a, b) >> 3) - (min(a, b) >> 3) + 1; a = byte[{top.address}], b = byte[{bottom.address}].",
        f"A selection was dragged from line {top.address} to line {bottom.address}, perhaps upwards. Which rows of tiles must be drawn again? Give me the topmost ({first.address}) and how many there are ({count.address}); a row counts as soon as one of its eight lines is in the selection, the end lines included.",
    )


RECIPES = (
    seam_row_address,
    split_at_map_edge,
    plane_row_address,
    remapped_address,
    layer_graphics_base,
    sprite_tile_address,
    cell_of_map_address,
    next_column_by_direction,
    offset_per_tile_word,
    two_depths_of_tile,
    scroll_pair_bytes,
    map_rows_between,
)
