"""Tilemap words in buffers: blocks turned, rows drawn, searched, recoloured, animated, converted to and from bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Between,
    Bits,
    Both,
    Chosen,
    Each,
    Expression,
    Field,
    Fill,
    Half,
    Here,
    If,
    Number,
    Read,
    Report,
    Reverse,
    Shove,
    Some,
    Statement,
    Stop,
    Swap,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def mirror_big_tile(draw: Drawer) -> Made:
    block, upright = draw.array(16, 4), draw.maybe(0.4)
    pairs = ((0, 2), (1, 3)) if upright else ((0, 1), (2, 3))
    bit = 0x8000 if upright else 0x4000
    program: tuple[Statement, ...] = (
        *(Swap(at(block, a), at(block, b)) for a, b in pairs),
        Each((block,), (put(Here(block), toggled(Here(block), bit)),)),
    )
    way, what = ("upside down", "top and bottom") if upright else ("left to right", "left and right")
    return program, (
        f"Write a routine that mirrors a 16x16 tile {way}: the four tilemap words at {block.address} are its upper left, upper right, lower left and lower right quarter. Exchange {what}, and invert bit ${bit:04X} in each word.",
        f"How do I flip a 2x2 metatile {way}? Four map words from {block.address} in reading order.",
        f"m = 4 words at {block.address} (UL, UR, LL, LR): mirror {way} - swap {what}, ^ ${bit:04X} each.",
        f"My level editor has one ramp only; the other is its mirror image ({way}). The block definition is four tilemap entries, row by row, from {block.address}: both the places and the flip bits of the quarters have to change.",
    )


def turn_block_half(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8, 9, 12)
    block = draw.array(16, length)
    program = (Reverse(block), Each((block,), (put(Here(block), toggled(Here(block), 0xC000)),)))
    return program, (
        f"Write a routine that turns a picture of {length} tiles by 180 degrees: the order of the {length} tilemap words at {block.address} is reversed and both flip bits ($C000) of each are inverted.",
        f"How do I rotate a block of map entries by half a turn? {length} words from {block.address}, row by row. Reverse them; h- and v-flip toggle in each.",
        f"t = {length} words at {block.address}; t = reversed(t), every one ^ $C000.",
        f"The rug lies the other way round in the mirror world. Its {length} tile words are stored row after row at {block.address}; upside down means last tile first, each flipped in both directions.",
    )


def is_row_blank(draw: Drawer) -> Made:
    row, tile = draw.array(16, draw.one(8, 16, 20, 32)), draw.rng.randrange(0x400)
    blank = check(masked(Here(row), 0x3FF), "==", tile)
    return (Report(Some(row, blank, all=True)),), (
        f"Write a routine that tells whether a row of the map is blank: carry set if each of the {row.length} words at {row.address} has tile number ${tile:03X} (low ten bits; palette, priority and flips are ignored), else clear.",
        f"Is this tilemap row empty? {row.length} entries, {row.address}; blank tile ${tile:03X} in any colour or flip. SEC if all, CLC if not.",
        f"carry = all({row.length} words w at {row.address}: w & $3FF == ${tile:03X}).",
        f"I skip the upload of rows that show nothing but tile ${tile:03X}. The row is {row.length} map words long and starts at {row.address}. Answer in the carry: set for a row without anything else, whatever the attributes.",
    )


def recolor_tile_range(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 20, 32))
    low = draw.rng.randrange(0, 0x300)
    high = low + draw.rng.randrange(0x10, 0xC0)
    palette, front = draw.rng.randrange(8), draw.maybe(0.5)
    bits = palette << 10 | (0x2000 if front else 0)
    kept = masked(Here(row), 0xC3FF)
    new = joined(kept, bits) if bits else kept
    program = (Each((row,), (when(Between(masked(Here(row), 0x3FF), low, high), put(Here(row), new)),)),)
    prio = "in front" if front else "not in front"
    return program, (
        f"Write a routine that gives all letters of a map row new attributes: those of the {row.length} words at {row.address} whose tile number is ${low:03X} to ${high:03X} get palette {palette} and priority {int(front)}; flips and tile numbers stay, and so do the other words.",
        f"How do I recolour only the tiles ${low:03X}-${high:03X} in a buffer of {row.length} tilemap words at {row.address}? Palette {palette}, priority bit {'set' if front else 'clear'}.",
        f"for w in {row.length} words at {row.address}: if ${low:03X} <= w & $3FF <= ${high:03X}: w.ppp = {palette}, w.o = {int(front)}.",
        f"The font is tiles ${low:03X} through ${high:03X}. Whatever of it stands in the {row.length} tile words from {row.address} on shall be drawn in palette {palette}, {prio} (bit 13). Leave pictures, which have other tiles, alone.",
    )


def codes_to_map_words(draw: Drawer) -> Made:
    length = draw.one(8, 12, 16, 20)
    codes, row = draw.array(8, length), draw.array(16, length)
    first, tile = draw.one(0x20, 0x30, 0x41), draw.rng.randrange(0, 0x20) * 0x10
    palette = draw.rng.randrange(8)
    bits = palette << 10 | 0x2000
    blank = draw.one(0, tile + 1, 0x17F)
    made = joined(plus(Widened(minus(Here(codes), first)), tile), bits)
    program = (
        Each(
            (codes, row),
            (put(Here(row), either(check(Here(codes), "<", first), blank | bits, made)),),
        ),
    )
    return program, (
        f"Write a routine that converts {length} characters (bytes at {codes.address}) to tilemap words at {row.address}: a character c from ${first:02X} on gets tile ${tile:03X} + c - ${first:02X}, a lower one tile ${blank:03X}; all with palette {palette}, the priority bit set and no flips.",
        f"How do I print a fixed-length line? {length} codes at {codes.address}, map words to {row.address}. Tile = c - ${first:02X} + ${tile:03X}, c < ${first:02X}: ${blank:03X}. Palette {palette}, in front.",
        f"w[i] = (c[i] < ${first:02X} ? ${blank:03X} : c[i] - ${first:02X} + ${tile:03X}) | ${bits:04X}; i < {length}; c bytes {codes.address}, w words {row.address}.",
        f"A line of my log has {length} letters from {codes.address}; control codes, everything below ${first:02X}, are shown as tile ${blank:03X}. The font's first picture, for ${first:02X}, is tile ${tile:03X}. Put ready map entries (priority on, palette {palette}) into the {length} words from {row.address}.",
    )


def map_words_to_codes(draw: Drawer) -> Made:
    length = draw.one(8, 12, 16, 20, 32)
    row, codes = draw.array(16, length), draw.array(8, length)
    tile = draw.rng.randrange(0x10, 0x300)
    number = minus(masked(Here(row), 0x3FF), tile)
    program = (
        Each(
            (row, codes),
            (
                If(
                    check(number, "<", 0xFF),
                    (put(Here(codes), Half(number, False)),),
                    (put(Here(codes), 0xFF),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that shrinks {length} tilemap words at {row.address} to bytes at {codes.address}: tile number (low ten bits) minus ${tile:03X}; if that isn't from 0 to 254 the byte is $FF.",
        f"How do I turn tile words back into 8-bit codes? {length} words {row.address} -> bytes {codes.address}. code = (w & $3FF) - ${tile:03X} when 0..$FE, otherwise $FF.",
        f"b[i] = 0 <= (w[i] & $3FF) - ${tile:03X} < $FF ? that : $FF; i < {length}; w: words {row.address}, b: bytes {codes.address}.",
        f"To compare screens in a test I want one byte per tile. Tiles from ${tile:03X} on become 0, 1, 2 and so on up to $FE; any tile before or further behind is $FF. Attributes don't matter. {length} map entries from {row.address}, result from {codes.address}.",
    )


def highlight_columns(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(16, 20, 32))
    start, width = draw.variable(8), draw.variable(8)
    plain, bright = draw.rng.sample(range(8), 2)
    place = Algorithms(draw).own("column")
    kept = masked(Here(row), 0xE3FF)

    def painted(palette: int) -> Expression:
        return joined(kept, palette << 10) if palette else kept

    program = (
        put(place, 0),
        Each(
            (row,),
            (
                put(Here(row), Chosen(check(minus(place, start), "<", width), painted(bright), painted(plain))),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that highlights part of a menu row: of the {row.length} tilemap words at {row.address} those from column byte[{start.address}] on, byte[{width.address}] of them, get palette {bright}, all the others palette {plain}. Column i belongs to it if i minus the start, modulo 256, is below the width. Other bits stay.",
        f"How do I mark the selected entry of a row by its palette? {row.length} map words from {row.address}; selection begins at {start.address}, {width.address} columns long ((i - start) & $FF < width): palette {bright}; outside: palette {plain}.",
        f"for i < {row.length}: w[i].ppp = ((i - byte[{start.address}]) & $FF) < byte[{width.address}] ? {bright} : {plain}; w = tilemap words {row.address}.",
        f"The entry under the cursor is shown in palette {bright}, the rest of the line in {plain}. It starts at the column in {start.address} and is as many tiles wide as {width.address} says (compare column minus start with the width, as unsigned bytes). Line: {row.length} words of tilemap at {row.address}; touch just the palette bits.",
    )


def frame_line(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 12, 16, 20, 28))
    tile = draw.rng.randrange(0, 0x300)
    palette = draw.rng.randrange(8)
    bottom = draw.maybe(0.5)
    bits = 0x2000 | palette << 10 | (0x8000 if bottom else 0)
    program = (
        Fill(row, Number(bits | (tile + 1), 16)),
        put(at(row, 0), bits | tile),
        put(at(row, row.length - 1), bits | 0x4000 | tile),
    )
    which = "bottom" if bottom else "top"
    flip = " and flipped vertically" if bottom else ""
    return program, (
        f"Write a routine that draws the {which} line of a text box into the {row.length} tilemap words at {row.address}: left corner tile ${tile:03X}, right corner the same tile flipped horizontally, between them tile ${tile + 1:03X}. All have palette {palette} and the priority bit{flip}.",
        f"How do I build the {which} border of a window, {row.length} tiles wide, at {row.address}? Corner ${tile:03X} (mirrored on the right), edge ${tile + 1:03X}; palette {palette}, priority set{flip}.",
        f"w = {row.length} map words at {row.address}: w[0] = ${bits | tile:04X}, w[1..{row.length - 2}] = ${bits | (tile + 1):04X}, w[{row.length - 1}] = ${bits | 0x4000 | tile:04X}.",
        f"Only the upper left corner (${tile:03X}) and the upper edge (${tile + 1:03X}) of my message frame exist as tiles. I need the {which} line, {row.length} words from {row.address}: corner, edges, corner turned sideways{', everything upside down' if bottom else ''}; in front, palette {palette}.",
    )


def marquee(draw: Drawer) -> Made:
    row, wait = draw.array(16, draw.one(12, 16, 20, 28)), draw.variable(8)
    span = draw.rng.randrange(3, 16)
    first = Algorithms(draw).own("first", 16)
    program = (
        If(
            check(wait, "!=", 0),
            (less(wait),),
            (put(wait, span), put(first, at(row, 0)), Shove(row, False, Read(first))),
        ),
    )
    return program, (
        f"Write a routine that runs a line of text round: if {wait.address} isn't 0, it falls by 1 and nothing else happens. At 0 it is set to {span}, the {row.length} tilemap words at {row.address} move one place to the left, and the one that drops out at the left comes in at the right.",
        f"Scrolling banner? {row.length} map words from {row.address}, delay byte {wait.address} (counts to 0, then reload {span} and rotate the words left by one).",
        f"if t: t -= 1; else: t = {span}; w = w[1:] + w[:1]. t = byte[{wait.address}], w = {row.length} words at {row.address}.",
        f"Over my inn hangs a sign whose letters wander to the left, one tile each {span + 1} calls, and come back on the other side. The sign is a row of {row.length} tile words at {row.address}; {wait.address} counts the calls until the next step.",
    )


def chequered_floor(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(16, 20, 32))
    one, other, number = draw.variable(16), draw.variable(16), draw.variable(8)
    place = Algorithms(draw).own("column")
    program = (
        put(place, number),
        Each(
            (row,),
            (
                If(Bits(Read(place), 1, "none"), (put(Here(row), one),), (put(Here(row), other),)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that fills a row of a chequered floor: of the {row.length} words at {row.address} number i becomes the word {one.address} if i + byte[{number.address}] (the row's number) is even, else the word {other.address}.",
        f"Chequerboard row? {row.length} map words at {row.address}; tile words {one.address} and {other.address} alternate; even (column + row) takes the first. Row: byte {number.address}.",
        f"w[i] = (i + byte[{number.address}]) & 1 ? word[{other.address}] : word[{one.address}]; i < {row.length}; w at {row.address}.",
        f"The ballroom floor has light and dark tiles in turn. I draw it row by row: row number in {number.address}, {row.length} tile words go to {row.address}. In even rows the leftmost is the light one ({one.address}, 16 bits), in odd rows the dark one ({other.address}).",
    )


def is_in_view(draw: Drawer) -> Made:
    column, row, left, top = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    wide, high = draw.one((33, 29), (32, 28), (34, 30))
    big = draw.one(63, 127)
    across = check(masked(minus(column, left), big), "<", wide)
    down = check(masked(minus(row, top), big), "<", high)
    return (Report(Both(across, down)),), (
        f"Write a routine that answers whether a map cell is on the screen: the map wraps after {big + 1} cells each way. Carry set if (byte {column.address} - byte {left.address}) modulo {big + 1} is below {wide} and (byte {row.address} - byte {top.address}) modulo {big + 1} is below {high}, else clear.",
        f"Is tile (x, y) visible? x {column.address}, y {row.address}, camera corner {left.address}/{top.address}, all in tiles; the map is {big + 1} x {big + 1} and repeats; view {wide} x {high}. Carry = visible.",
        f"carry = ((byte[{column.address}] - byte[{left.address}]) & {big}) < {wide} && ((byte[{row.address}] - byte[{top.address}]) & {big}) < {high}.",
        f"When a switch changes a tile far away I needn't upload it. The view is {wide} tiles wide and {high} high, its upper left tile is at column {left.address} and row {top.address}; the changed one at {column.address} and {row.address}. World: {big + 1} tiles both ways, round like a doughnut. Set the carry if it can be seen, clear it otherwise.",
    )


def priority_from_map(draw: Drawer) -> Made:
    length = draw.one(8, 16, 20)
    row, kinds = draw.array(16, length), draw.array(8, length)
    low = draw.rng.randrange(2, 200)
    inverse = draw.maybe(0.4)
    over = check(Here(kinds), "<" if inverse else ">=", low)
    program = (
        Each(
            (kinds, row),
            (If(over, (put(Here(row), joined(Here(row), 0x2000)),), (put(Here(row), masked(Here(row), 0xDFFF)),)),),
        ),
    )
    told = f"below {low}" if inverse else f"{low} or more"
    return program, (
        f"Write a routine that decides which tiles are drawn before the sprites: {kinds.address} has {length} bytes, {row.address} a tilemap word for each. Where the byte is {told}, the word's priority bit ($2000) is set, elsewhere cleared.",
        f"How do I set BG priority from collision types? Types: {length} bytes at {kinds.address}; map words at {row.address}. Type {told}: priority on; else off.",
        f"for i < {length}: w[i].o = k[i] {'<' if inverse else '>='} {low}; k bytes {kinds.address}, w words {row.address} (bit 13).",
        f"Treetops hide the hero, trunks don't. Each cell of the row has a type byte ({kinds.address}); types {told} are tops. Bring the priority bits of the {length} map entries from {row.address} in line, on or off, and leave everything else in them.",
    )


def flowing_tiles(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 20, 32))
    bits = draw.one(2, 3)
    count = 1 << bits
    base = draw.rng.randrange(1, 0x300 // count) * count
    word = Here(row)
    hit = check(masked(word, 0x3FF & ~(count - 1)), "==", base)
    new = joined(masked(word, 0xFFFF - (count - 1)), masked(plus(word, 1), count - 1))
    program = (Each((row,), (when(hit, put(word, new)),)),)
    return program, (
        f"Write a routine that animates water in a tilemap row: of the {row.length} words at {row.address}, those with tile ${base:03X} to ${base + count - 1:03X} go on to the next of these {count} tiles, ${base + count - 1:03X} to ${base:03X}; upper six bits and other tiles stay.",
        f"How do I cycle {count} tiles (${base:03X} up) inside a map buffer? {row.length} words, {row.address}. Next picture, the last wraps to the first, attributes kept.",
        f"for w in {row.length} words at {row.address}: t = w & $3FF; if t in ${base:03X}..${base + count - 1:03X}: t = ${base:03X} + ((t + 1) & {count - 1}).",
        f"My waterfall has {count} phases, tiles ${base:03X} and following. Once in a while every cell that shows one of them shows the next, and after the last the first again, with the palette and flips it has. Row: {row.length} tilemap entries from {row.address}.",
    )


def first_new_column(draw: Drawer) -> Made:
    length = draw.one(8, 16, 20, 32)
    now, before = draw.array(16, length), draw.array(16, length)
    result, place = draw.variable(8), Algorithms(draw).own("column")
    palette = draw.maybe(0.5)
    mask = 0xE3FF if palette else 0xFFFF

    def seen(of: Array) -> Expression:
        return masked(Here(of), mask) if palette else Read(Here(of))

    program = (
        put(result, 0xFF),
        put(place, 0),
        Each((now, before), (when(check(seen(now), "!=", seen(before)), put(result, place), Stop()), more(place))),
    )
    except_ = ", palettes ignored" if palette else ""
    return program, (
        f"Write a routine that finds the first column in which two tilemap rows of {length} words differ ({now.address} and {before.address}){except_}. Its number goes to {result.address}, $FF if they are alike.",
        f"Where does the map row change? {length} words at {now.address} against {length} at {before.address}{except_}; first differing index to byte {result.address}, none: $FF.",
        f"byte[{result.address}] = min i < {length}: a[i] & ${mask:04X} != b[i] & ${mask:04X}, else $FF; a: {now.address}, b: {before.address}, words.",
        f"I upload only from the first altered tile on. What should be on the screen stands at {now.address}, what is there at {before.address}, each a line of {length} tile words{' (a different palette is no reason)' if palette else ''}. Leave the column in {result.address}; $FF means nothing to do.",
    )


def picture_of_two_rows(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8, 10, 12, 16)
    top, bottom = draw.array(16, length), draw.array(16, length)
    tile = Algorithms(draw).own("tile word", 16)
    first, palette = draw.variable(16), draw.rng.randrange(1, 8)
    bits = palette << 10
    program = (
        put(tile, joined(masked(first, 0x3FF), bits)),
        Each((top, bottom), (put(Here(top), tile), put(Here(bottom), plus(tile, 16)), more(tile))),
    )
    return program, (
        f"Write a routine that places a picture of {length}x2 tiles: the words at {top.address} get the low ten bits of the word {first.address} plus 0, 1, 2 ... {length - 1}, the words at {bottom.address} 16 more than that; palette {palette} is or-ed into the first tile word before counting (${bits:04X}), sums don't care about bit 10.",
        f"How do I lay out a logo, {length} tiles wide, two rows? First tile: word {first.address} (10 bits used). Upper map words {top.address}: (tile | ${bits:04X}) + i; lower map words {bottom.address}: the same + 16.",
        f"b = word[{first.address}] & $3FF | ${bits:04X}; top[i] = b + i; bottom[i] = b + 16 + i; i < {length}; top words {top.address}, bottom words {bottom.address}.",
        f"Tiles lie 16 to a row in my graphics, so under tile n is n + 16. A banner of {length} by 2 tiles starts with the tile in {first.address} (take its ten bits) in palette {palette}. Write its upper line to {top.address} and its lower line to {bottom.address}, words counted up from the first one including its palette bits; they may overflow into them.",
    )


def take_map_word_apart(draw: Drawer) -> Made:
    word, tile, palette, flags = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    high = Half(Read(word), True)
    program = (
        put(tile, masked(word, 0x3FF)),
        put(palette, Field(high, 2, 3)),
        put(flags, Field(high, 5, 3)),
    )
    return program, (
        f"Write a routine that takes the tilemap word {word.address} apart: tile number (bits 0-9) to the word {tile.address}, palette (bits 10-12) to {palette.address}, and priority, h-flip, v-flip (bits 13 to 15) as bits 0, 1, 2 to {flags.address}.",
        f"Split a BG map entry? In: word {word.address}. Out: tile -> word {tile.address}, palette -> byte {palette.address}, vho as a number 0-7 (o lowest) -> byte {flags.address}.",
        f"w = word[{word.address}] (vhopppcc cccccccc): word[{tile.address}] = c, byte[{palette.address}] = p, byte[{flags.address}] = vho.",
        f"My in-game tile editor shows the properties of the map word under the cursor ({word.address}): which tile ({tile.address}, 16 bits), which palette ({palette.address}), and the three top bits as one number ({flags.address}).",
    )


def next_palette_with_stop(draw: Drawer) -> Made:
    row, top = draw.array(16, draw.one(8, 16, 20)), draw.rng.randrange(3, 8)
    up = draw.maybe(0.6)
    palette = masked(Here(row), 0x1C00)
    change = plus(Here(row), 0x400) if up else minus(Here(row), 0x400)
    limit = top << 10 if up else (7 - top) << 10
    program = (Each((row,), (when(check(palette, "<" if up else ">", limit), put(Here(row), change)),)),)
    way, stop = ("raises", top) if up else ("lowers", 7 - top)
    beyond = "beyond" if up else "below"
    return program, (
        f"Write a routine that {way} the palette number of each of {row.length} tilemap words at {row.address} by 1; words that are at palette {stop} or {beyond} stay as they are. No other bits change.",
        f"How do I step a row of tiles one palette {'up' if up else 'down'}? {row.length} map words at {row.address}; stop at palette {stop}.",
        f"for w in {row.length} words at {row.address}: if w.ppp {'<' if up else '>'} {stop}: w.ppp {'+' if up else '-'}= 1.",
        f"Dusk comes in steps: every tile of the row takes on the {'next' if up else 'previous'} palette until it's at number {stop} (those {beyond} it are left alone). {row.length} entries of the tilemap, from {row.address}.",
    )


RECIPES = (
    mirror_big_tile,
    turn_block_half,
    is_row_blank,
    recolor_tile_range,
    codes_to_map_words,
    map_words_to_codes,
    highlight_columns,
    frame_line,
    marquee,
    chequered_floor,
    is_in_view,
    priority_from_map,
    flowing_tiles,
    first_new_column,
    picture_of_two_rows,
    take_map_word_apart,
    next_palette_with_stop,
)
