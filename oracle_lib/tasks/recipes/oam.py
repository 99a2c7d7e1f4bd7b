"""Sprite buffers: records of four bytes for OAM, the packed high table, and what a game does with both in WRAM."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Count,
    Each,
    Extreme,
    Field,
    Half,
    Here,
    If,
    Index,
    Number,
    Position,
    Read,
    Repeat,
    Shifted,
    Stop,
    Swap,
    Switch,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import sprite_buffer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, joined, masked, minus, more, plus, put, toggled, when

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def append_sprite(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16, 24, 32)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    used, x, y = draw.variable(8, below=count + 1), draw.variable(8), draw.variable(8)
    tile, attribute = draw.rng.randrange(256), draw.rng.randrange(256)
    program = (
        when(check(used, "==", count), Stop()),
        put(at(xs, used), x),
        put(at(ys, used), y),
        put(at(tiles, used), tile),
        put(at(attributes, used), attribute),
        more(used),
    )
    return program, (
        f"Write a routine that appends a sprite to the list of 4-byte entries at {xs.address}: x from {x.address}, y from {y.address}, tile ${tile:02X}, attributes ${attribute:02X} go to entry number byte[{used.address}], and that number rises by one. If it is {count} (it is never more), nothing happens.",
        f"How do I allocate the next OAM slot of my frame? Buffer {xs.address} (x, y, tile, attr; {count} entries), count byte {used.address}. Full when count is {count} (never above): leave. Otherwise entry[count++] = (byte[{x.address}], byte[{y.address}], ${tile:02X}, ${attribute:02X}).",
        f"n = byte[{used.address}] <= {count}; if n < {count}: byte[{xs.address} + 4n] = byte[{x.address}], next byte = byte[{y.address}], then ${tile:02X}, ${attribute:02X}; byte[{used.address}] = n + 1.",
        f"Every object of my engine puts its own sprites out. {used.address} tells how many of the {count} places in the buffer ({xs.address}, four bytes each) are taken. Add one: position bytes in {x.address} (x) and {y.address} (y), picture ${tile:02X}, flags ${attribute:02X}. When there is no place left, skip it.",
        f"OAM append: {count} x 4 bytes at {xs.address}, fill level {used.address} (0 to {count}); data x={x.address}, y={y.address}, ${tile:02X}, ${attribute:02X}; drop when full.",
    )


def hide_limbs(draw: Drawer) -> Made:
    count, parts = draw.one(16, 24, 32, 48, 60), draw.rng.randrange(2, 7)
    ys = sprite_buffer(draw, count)[1]
    first, below = draw.variable(8, below=count - parts + 1), draw.one(0xF0, 0xE0, 0xF8)
    program = tuple(put(at(ys, plus(first, n) if n else first), below) for n in range(parts))
    base = ys.address + -1
    return program, (
        f"Write a routine that hides {parts} consecutive sprites of the OAM copy at {base}, starting with number byte[{first.address}]: the second byte (y) of each 4-byte entry becomes ${below:02X}. The number is at most {count - parts}.",
        f"How do I take a monster of {parts} sprites off the screen? Its first OAM entry number is in {first.address} (0 to {count - parts}); entries are four bytes at {base}, y is byte 1; store ${below:02X} there.",
        f"for n = 0..{parts - 1}: byte[{base} + 4 * (byte[{first.address}] + n) + 1] = ${below:02X}; byte[{first.address}] <= {count - parts}.",
        f"Each boss in my hack owns {parts} entries in a row of the sprite table ({base}: x, y, tile, attr). The index of the first one lies in {first.address}, never more than {count - parts}. When the boss is dead, park all of them at y = ${below:02X}.",
    )


def mirror_formation(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    xs, _, _, attributes = sprite_buffer(draw, count)
    axis = draw.variable(8)
    program = (
        Each(
            (xs, attributes),
            (put(Here(xs), minus(axis, Here(xs))), put(Here(attributes), toggled(Here(attributes), 0x40))),
        ),
    )
    return program, (
        f"Write a routine that mirrors {count} sprites of the buffer at {xs.address} (x, y, tile, attributes): each x becomes the byte {axis.address} minus x, modulo 256, and bit 6 of each attribute byte is inverted.",
        f"How do I turn a picture of {count} sprites to look the other way? Entries of four bytes from {xs.address}; new x = byte[{axis.address}] - x (wraps), attr ^= $40. y and tile stay.",
        f"for i < {count}: o[4i] = byte[{axis.address}] - o[4i]; o[4i + 3] ^= $40; o = bytes at {xs.address}.",
        f"My dragon is drawn from {count} hardware sprites (OAM copy at {xs.address}). Flying left it must be its own mirror image: x goes to (axis - x) with the axis value in {axis.address}, 8 bits, and the h-flip flag $40 of byte 3 toggles.",
    )


def split_screen_x(draw: Drawer) -> Made:
    x, low, high = draw.variable(16), draw.variable(8), draw.variable(8)
    mask = draw.one(1, 2)
    ninth = Half(Read(x), True)
    bit = masked(ninth, 1)
    program = (put(low, Half(Read(x), False)), put(high, Shifted(bit, "left", 1) if mask == 2 else bit))
    return program, (
        f"Write a routine that splits the sprite x position in the word {x.address} for OAM: its low byte goes to {low.address}, its bit 8 to {high.address} as {mask} or 0.",
        f"How do I get the 9th x bit of a sprite? Word {x.address}: bits 0-7 -> byte {low.address}; byte {high.address} = {mask} if bit 8 is set, else 0.",
        f"byte[{low.address}] = w & $FF; byte[{high.address}] = (w >> 8 & 1) * {mask}; w = word[{x.address}].",
        f"OAM wants nine bits of x. My position {x.address} is 16 bits wide; I need the lower eight at {low.address} and the ninth alone, worth {mask}, at {high.address}. Bits 9 to 15 are ignored.",
    )


def pack_four_extras(draw: Drawer) -> Made:
    extras, packed = draw.array(8, 4), draw.variable(8)
    pieces = [Field(Read(at(extras, n)), 0, 2) for n in range(4)]
    made = pieces[0]
    for n, piece in enumerate(pieces[1:], 1):
        made = joined(made, Shifted(piece, "left", 2 * n))  # type: ignore[assignment]
    return (put(packed, made),), (
        f"Write a routine that packs the low two bits of each of the four bytes at {extras.address} into {packed.address}: the first byte's in bits 0-1, the next in 2-3, 4-5, and the last in bits 6-7.",
        f"How do I build a high OAM byte? Four values at {extras.address} ff. (only bits 0 and 1 count), first one lowest; result in {packed.address}.",
        f"byte[{packed.address}] = (e0 & 3) | (e1 & 3) << 2 | (e2 & 3) << 4 | (e3 & 3) << 6, e = bytes at {extras.address}.",
        f"For every sprite I hold its size and ninth x bit in a byte (0 to 3; what else stands in it is rubbish). Four of them, at {extras.address} to {extras.address + 3}, make one byte of the high table; write it to {packed.address}, sprite 0 at the right end.",
    )


def pack_high_table(draw: Drawer) -> Made:
    size = draw.one(2, 4, 8)
    high, extras = draw.array(8, size), draw.array(8, 4 * size)
    working = Algorithms(draw)
    place, made = working.own("place"), working.own("made")
    pair = Field(Read(at(extras, place)), 0, 2)
    turn = put(made, joined(Shifted(Read(made), "right", 2), Shifted(pair, "left", 6)))
    program = (
        put(place, 0),
        Each((high,), (put(made, 0), Repeat(Number(4), (turn, more(place))), put(Here(high), made))),
    )
    return program, (
        f"Write a routine that packs {4 * size} bytes at {extras.address}, two bits of each (bits 0 and 1), into {size} bytes at {high.address}: four per byte, the first of four in the lowest bits.",
        f"How do I pack the OAM high table from one byte per sprite? {4 * size} bytes from {extras.address}, only the lower two bits matter; {size} packed bytes to {high.address}, sprite 4n in bits 0-1 of byte n, sprite 4n + 3 in bits 6-7.",
        f"h[n] = e[4n] & 3 | (e[4n+1] & 3) << 2 | (e[4n+2] & 3) << 4 | (e[4n+3] & 3) << 6; n < {size}; h at {high.address}, e at {extras.address}.",
        f"My engine stores size/x8 for each of {4 * size} sprites in a byte of its own ({extras.address}). Before the upload squeeze them: two bits a sprite, {size} bytes, beginning at {high.address}, in OAM's order (low bits first).",
    )


def unpack_high_table(draw: Drawer) -> Made:
    size = draw.one(2, 4, 8)
    high, extras = draw.array(8, size), draw.array(8, 4 * size)
    working = Algorithms(draw)
    place, rest = working.own("place"), working.own("rest")
    turn = (put(at(extras, place), masked(rest, 3)), put(rest, Shifted(Read(rest), "right", 2)), more(place))
    program = (put(place, 0), Each((high,), (put(rest, Here(high)), Repeat(Number(4), turn))))
    return program, (
        f"Write a routine that unpacks the {size} bytes at {high.address} into {4 * size} bytes at {extras.address}: every byte holds four 2-bit numbers, the lowest bits first.",
        f"How do I expand an OAM high table to a byte per sprite? {size} bytes from {high.address}; {4 * size} values 0..3 to {extras.address}, lowest pair of bits first.",
        f"e[4n + k] = h[n] >> 2k & 3, k = 0..3, n < {size}; h: {high.address}, e: {extras.address}, bytes.",
        f"I read back what an old savestate had in its high table ({size} bytes copied to {high.address}) and want each sprite's two bits separately: {4 * size} bytes at {extras.address}, sprite 0 from bits 0 and 1 of the first byte.",
    )


def count_by_priority(draw: Drawer) -> Made:
    count, priority = draw.one(8, 16, 32, 64), draw.rng.randrange(4)
    attributes = sprite_buffer(draw, count)[3]
    result = draw.variable(8)
    same = check(masked(Here(attributes), 0x30), "==", priority << 4)
    base = attributes.address + -3
    return (put(result, Count(attributes, same)),), (
        f"Write a routine that counts the sprites with priority {priority} among {count} OAM entries at {base}: the priority is in bits 4 and 5 of the fourth byte. Store the number at {result.address}.",
        f"How do I find out how many sprites use priority {priority}? {count} records x/y/tile/attr from {base}; (attr & $30) == ${priority << 4:02X}. Count into byte {result.address}.",
        f"byte[{result.address}] = #{{i < {count}: (byte[{base} + 4i + 3] & $30) == ${priority << 4:02X}}}.",
        f"A debug display of mine shows the use of sprite layer {priority}. Go through the {count} four-byte entries at {base}, look at bits 5-4 of byte 3 (vhoopppc) and leave the count in {result.address}.",
    )


def sink_behind_layer(draw: Drawer) -> Made:
    count, deep, normal = draw.one(4, 8, 16, 32), *draw.rng.sample(range(4), 2)
    _, ys, _, attributes = sprite_buffer(draw, count)
    water = draw.variable(8)
    under = check(Here(ys), ">=", water)
    kept = masked(Here(attributes), 0xCF)
    program = (
        Each(
            (ys, attributes),
            (
                If(
                    under,
                    (put(Here(attributes), joined(kept, deep << 4)),),
                    (put(Here(attributes), joined(kept, normal << 4)),),
                ),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Write a routine that sets the priority bits (4 and 5 of the attribute byte) of {count} sprites at {base} (x, y, tile, attributes): {deep} where y is at least the byte {water.address}, else {normal}. Other attribute bits stay.",
        f"How do I put sprites below a water line behind a layer? {count} OAM records at {base}; line: byte {water.address}. attr = attr & $CF | ${deep << 4:02X} if y >= line (unsigned), else attr & $CF | ${normal << 4:02X}.",
        f"for each of {count} entries (4 bytes, {base}): a = (a & $CF) | (y >= byte[{water.address}] ? ${deep << 4:02X} : ${normal << 4:02X}); y is byte 1, a is byte 3.",
        f"The lake in my room starts at screen line {water.address}. Whoever is in it, y on or under that line, gets sprite priority {deep}, everybody else {normal}. The {count} entries are at {base}, 4 bytes apiece, vhoopppc last.",
    )


def lowest_on_screen(draw: Drawer) -> Made:
    count, which = draw.one(4, 6, 8, 12, 16, 32), draw.one("max", "min")
    coordinate, name = draw.one((0, "x"), (1, "y"))
    field = sprite_buffer(draw, count)[coordinate]
    found, result = draw.variable(8), draw.variable(8)
    program = (put(found, Extreme(which, field, True)), put(result, Extreme(which, field)))
    base = field.address + -coordinate
    word = "largest" if which == "max" else "smallest"
    return program, (
        f"Write a routine that looks for the {word} {name} in {count} OAM entries at {base} (four bytes each, {name} is byte {coordinate}) and stores the entry's number at {found.address} and the {name} itself at {result.address}. Of equals the first counts.",
        f"How do I find the sprite with the {word} {name}? {count} records x/y/tile/attr from {base}. Number (0-based, lowest on ties) -> {found.address}, its {name} -> {result.address}; unsigned.",
        f"byte[{found.address}] = arg{which} of byte[{base} + 4i{' + 1' if coordinate else ''}], i < {count}, first one on ties; byte[{result.address}] = that {which}imum.",
        f"To aim its claw my machine needs the sprite whose {name} is {word}: {count} sprites, 4 bytes apiece, are in the buffer at {base}, {name} at offset {coordinate}. I want its index ({found.address}) and the coordinate ({result.address}); the earlier one if two are equal.",
    )


def exchange_entries(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16, 32, 64)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    one, other = draw.rng.sample(range(count), 2)
    program = tuple(Swap(at(field, one), at(field, other)) for field in (xs, ys, tiles, attributes))
    return program, (
        f"Write a routine that lets the sprites {one} and {other} of the OAM buffer at {xs.address} change places (all four bytes of each entry).",
        f"How do I swap two OAM entries? Buffer {xs.address}, four bytes an entry, numbers {one} and {other}.",
        f"swap byte[{xs.address} + {4 * one} + k] and byte[{xs.address} + {4 * other} + k] for k = 0..3.",
        f"Lower numbers are drawn in front. To bring sprite {max(one, other)} before sprite {min(one, other)} I exchange their 4 bytes in the copy of OAM at {xs.address}.",
        f"Exchange OAM entries of 4 bytes: {xs.address} + {4 * one} <-> {xs.address} + {4 * other}.",
    )


def second_half(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32, 64)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    number, width = draw.variable(8, below=count - 1), draw.one(8, 16, 32)
    source = at(attributes, number)
    program = tuple(
        put(at(field, plus(number, 1)), change)
        for field, change in (
            (xs, plus(at(xs, number), width)),
            (ys, Read(at(ys, number))),
            (tiles, Read(at(tiles, number))),
            (attributes, toggled(source, 0x40)),
        )
    )
    return program, (
        f"Write a routine that makes a symmetric pair: sprite byte[{number.address}] + 1 of the OAM buffer at {xs.address} becomes a copy of sprite byte[{number.address}], {width} to the right (x plus {width}, modulo 256) and with the h-flip bit $40 inverted. The number is at most {count - 2}.",
        f"How do I derive the right half of a sprite from the left one? Left: entry n = byte[{number.address}] (0..{count - 2}) of 4-byte entries at {xs.address}. Entry n + 1: x + {width}, same y, same tile, attr ^ $40.",
        f"n = byte[{number.address}] <= {count - 2}; o[n+1] = (o[n].x + {width}, o[n].y, o[n].tile, o[n].attr ^ $40); o = 4-byte entries at {xs.address}.",
        f"My shield sprite is symmetric, so only its left part is set up by hand (entry number in {number.address}, at most {count - 2}, buffer {xs.address}, x/y/tile/attr). Fill in the entry behind it: the mirrored tile {width} pixels further right.",
    )


def big_sprite_tile(draw: Drawer) -> Made:
    frame, tile = draw.variable(8), draw.variable(8)
    bits = draw.one(2, 3)
    across = 1 << 3
    base = draw.one(0, 0, 0x40, 0x80)
    low = Shifted(Field(Read(frame), 0, 3), "left", 1)
    row = Shifted(Field(Read(frame), 3, bits), "left", 5)
    made = joined(low, row)
    end = f", plus ${base:02X}" if base else ""
    return (put(tile, plus(made, base) if base else made),), (
        f"Write a routine that finds the first tile of a 16x16 picture: picture number in {frame.address} (bits 0 to {2 + bits}); column = bits 0-2, row = bits 3-{2 + bits}; tile = column * 2 + row * 32{end}, as a byte at {tile.address}. Modulo 256.",
        f"How do I turn a frame number into an OAM tile number when frames are 16x16 pixels, {across} in a row? f = byte[{frame.address}]; tile byte {tile.address} = (f & 7) * 2 + ((f >> 3) & {(1 << bits) - 1}) * 32{end} (wraps at 256).",
        f"byte[{tile.address}] = ((f & 7) << 1 | (f >> 3 & {(1 << bits) - 1}) << 5){f' + ${base:02X}' if base else ''}; f = byte[{frame.address}].",
        f"In my sprite sheet big pictures take two tiles across and two rows of 16 tiles down, eight beside each other. Number {frame.address} (its lowest {3 + bits} bits) is to be shown: give me the number of its upper left tile{f', counting from ${base:02X}' if base else ''}, modulo 256, at {tile.address}.",
    )


def drop_shadow(draw: Drawer) -> Made:
    xs, ys, tiles, attributes = sprite_buffer(draw, 2)
    height = draw.variable(8)
    tile, attribute, hidden = draw.rng.randrange(256), draw.rng.randrange(256), draw.one(0xF0, 0xE0)
    program = (
        put(at(xs, 1), at(xs, 0)),
        put(at(tiles, 1), tile),
        put(at(attributes, 1), attribute),
        If(
            check(height, "==", 0),
            (put(at(ys, 1), hidden),),
            (put(at(ys, 1), plus(at(ys, 0), height)),),
        ),
    )
    here, there = xs.address, xs.address + 4
    return program, (
        f"Write a routine for a shadow: the sprite entry at {there} gets the x of the one at {here}, tile ${tile:02X} and attributes ${attribute:02X}; its y is that of the first plus the byte {height.address} (modulo 256), or ${hidden:02X} if that byte is 0.",
        f"How do I draw a shadow under a jumping hero? Hero's OAM entry {here} (x, y, tile, attr), shadow's {there}. Height byte {height.address}: 0 -> shadow y = ${hidden:02X}; else shadow y = hero y + height. Shadow x = hero x; tile ${tile:02X}, attr ${attribute:02X} always.",
        f"byte[{there}] = byte[{here}]; byte[{there + 1}] = h ? byte[{here + 1}] + h : ${hidden:02X}; byte[{there + 2}] = ${tile:02X}; byte[{there + 3}] = ${attribute:02X}; h = byte[{height.address}].",
        f"As long as my hero is in the air ({height.address} pixels, 0 on the ground) a blob follows below him. He is drawn by the four bytes at {here}, the blob by the four at {there}: below him by that height, same x, ${tile:02X} as picture, ${attribute:02X} as flags. On the ground hide it at line ${hidden:02X}.",
    )


def clip_to_screen(draw: Drawer) -> Made:
    x, y = draw.variable(16), draw.variable(16)
    across, down = draw.variable(8), draw.variable(8)
    size = draw.one(8, 16, 32)
    wide, high = 256 + size - 1, 224 + size - 1
    inside = Both(
        check(plus(x, size - 1), "<", wide),
        check(plus(y, size - 1), "<", high),
    )
    program = (
        put(across, Half(Read(x), False)),
        If(inside, (put(down, Half(Read(y), False)),), (put(down, 0xF0),)),
    )
    return program, (
        f"Write a routine that clips a {size}x{size} sprite: x is the word {x.address}, y the word {y.address}. The low byte of x goes to {across.address}. {down.address} gets the low byte of y if x + {size - 1} < {wide} and y + {size - 1} < {high} (16-bit sums that wrap, unsigned), otherwise $F0.",
        f"How do I hide a sprite that is off the screen? Position words {x.address} (x), {y.address} (y), size {size}. OAM x byte {across.address} = low(x). OAM y byte {down.address} = low(y) when (x + {size - 1}) & $FFFF < {wide} and (y + {size - 1}) & $FFFF < {high}, else $F0.",
        f"byte[{across.address}] = x & $FF; byte[{down.address}] = (x + {size - 1} < {wide} && y + {size - 1} < {high}) ? y & $FF : $F0; x = word[{x.address}], y = word[{y.address}], sums modulo 65536, unsigned compares.",
        f"Objects of {size} pixels each way have screen positions in {x.address} and {y.address} (16 bits, two's complement). Any visible pixel on the 256x224 screen - x from -{size - 1} to 255, y from -{size - 1} to 223 - means: y byte to {down.address}; else $F0 there. x's low byte is stored to {across.address} in either case.",
    )


def rotate_priority(draw: Drawer) -> Made:
    start, register = draw.variable(16), draw.variable(16)
    step = draw.one(1, 2, 3, 5, 7, 11)
    program = (
        put(start, masked(plus(start, step), 0x7F)),
        put(register, joined(Shifted(Read(start), "left", 1), 0x8000)),
    )
    return program, (
        f"Write a routine that rotates sprite priority: the word {start.address} becomes (itself + {step}) modulo 128, and the word {register.address} becomes twice the new value with bit 15 set.",
        f"How do I share flicker fairly among 128 sprites? First sprite word {start.address}: add {step}, keep 7 bits. OAMADD shadow word {register.address} = first * 2 | $8000.",
        f"s = (s + {step}) & $7F; word[{register.address}] = s << 1 | $8000; s = word[{start.address}].",
        f"When a line has too many sprites another one should vanish each frame. So the sprite with the highest priority ({start.address}, 16-bit) moves on by {step}, 0 coming after 127, and the shadow of $2102/$2103 at {register.address} is made of it: number times 2, top bit on.",
    )


def first_with_tile(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16, 32)
    tiles = sprite_buffer(draw, count)[2]
    tile, result, last = draw.variable(8), draw.variable(8), draw.maybe(0.3)
    found = Position(tiles, check(Here(tiles), "==", tile), 0xFF, last)
    base, word = tiles.address + -2, "last" if last else "first"
    return (put(result, found),), (
        f"Write a routine that searches {count} OAM entries at {base} for the {word} one whose tile (third byte) is the byte {tile.address}; its number goes to {result.address}, $FF if there is none.",
        f"How do I tell which sprite shows a given tile? {count} 4-byte entries from {base}, tile at offset 2, wanted: byte {tile.address}. {word.title()} match's index in {result.address}, or $FF.",
        f"byte[{result.address}] = {'max' if last else 'min'} i < {count} with byte[{base} + 4i + 2] == byte[{tile.address}], else $FF.",
        f"My cutscene replaces the picture of a prop. Which of the {count} sprites in the buffer ({base}) it is, I know only by its tile number, stored at {tile.address}. Put the {word} such entry's index in {result.address}; $FF means not drawn.",
    )


def sprites_on_line(draw: Drawer) -> Made:
    count, size = draw.one(8, 16, 32, 64), draw.one(8, 16, 32)
    ys = sprite_buffer(draw, count)[1]
    line, result = draw.variable(8), draw.variable(8)
    on = check(minus(line, Here(ys)), "<", size)
    base = ys.address + -1
    return (put(result, Count(ys, on)),), (
        f"Write a routine that counts how many of {count} sprites ({base}, 4 bytes each, y second) touch screen line byte[{line.address}]: those for which line minus y, modulo 256, is below {size}. Store the count at {result.address}.",
        f"How do I check the sprites-per-line limit? {count} OAM entries at {base}, all {size} pixels high; line number {line.address}. Count entries with ((line - y) & $FF) < {size} into {result.address}.",
        f"byte[{result.address}] = #{{i < {count}: (byte[{line.address}] - byte[{base} + 4i + 1] & $FF) < {size}}}.",
        f"Too many sprites on one line flicker. For line {line.address} tell me at {result.address} how many of the {count} entries at {base} cover it: a sprite is {size} lines high and starts at its y byte (offset 1); y near 255 reaches over the edge to line 0.",
    )


def alternate_flicker(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32)
    ys = sprite_buffer(draw, count)[1]
    frame, hidden = draw.variable(8), draw.one(0xF0, 0xE0)
    start = Algorithms(draw).own("phase")
    odd = Bits(toggled(Index(), start), 1, "any")
    program = (put(start, frame), Each((ys,), (when(odd, put(Here(ys), hidden)),)))
    base = ys.address + -1
    return program, (
        f"Write a routine that hides every other of the {count} sprites at {base} (four bytes each): those whose number plus the frame counter {frame.address} is odd get y (byte 1) = ${hidden:02X}.",
        f"How do I draw half of my sprites each frame? {count} OAM entries from {base}; frame byte {frame.address}. If (index ^ frame) & 1: y = ${hidden:02X}.",
        f"for i < {count}: if (i ^ byte[{frame.address}]) & 1: byte[{base} + 4i + 1] = ${hidden:02X}.",
        f"Ghosts should look transparent, so on even frames (bit 0 of {frame.address} clear) the odd-numbered and on odd frames the even-numbered of the {count} entries at {base} are parked at line ${hidden:02X} (their second byte).",
    )


def number_sprites(draw: Drawer) -> Made:
    xs, ys, tiles, attributes = sprite_buffer(draw, 2)
    number, x, y = draw.variable(8, below=100), draw.variable(8), draw.variable(8)
    zero, attribute = draw.rng.randrange(0, 0xF0), draw.rng.randrange(256)
    working = Algorithms(draw)
    ones = working.own("ones")
    tens = working.own("tens")
    program = (
        put(ones, number),
        put(tens, 0),
        While(check(ones, ">=", 10), (put(ones, minus(ones, 10)), more(tens))),
        put(at(xs, 0), x),
        put(at(xs, 1), plus(x, 8)),
        put(at(ys, 0), y),
        put(at(ys, 1), y),
        put(at(tiles, 0), plus(tens, zero)),
        put(at(tiles, 1), plus(ones, zero)),
        put(at(attributes, 0), attribute),
        put(at(attributes, 1), attribute),
    )
    return program, (
        f"Write a routine that shows the number {number.address} (0 to 99) as two sprites, entries of x, y, tile, attributes at {xs.address} and {xs.address + 4}: tens at the x in {x.address}, ones 8 further right (modulo 256), both at the y in {y.address}, tile ${zero:02X} plus the digit, attributes ${attribute:02X}.",
        f"How do I pop up a damage number? Number byte {number.address} < 100; position bytes {x.address} (x), {y.address} (y). First OAM entry {xs.address}: tens digit; second {xs.address + 4}: ones digit, x + 8. Tiles from ${zero:02X} for 0; attr ${attribute:02X}.",
        f"o0 = (x, y, ${zero:02X} + n / 10, ${attribute:02X}), o1 = (x + 8, y, ${zero:02X} + n % 10, ${attribute:02X}); o0 at {xs.address}, o1 behind it; n = byte[{number.address}] < 100, x = byte[{x.address}], y = byte[{y.address}].",
        f"Hits in my game throw a two-digit number (in {number.address}, at most 99) into the air. Draw it with two OAM entries in a row at {xs.address}: leading digit (also a zero) at {x.address}/{y.address}, last digit eight pixels to its right, digit tiles begin at ${zero:02X}, flags byte ${attribute:02X}.",
    )


def tile_of_direction(draw: Drawer) -> Made:
    direction, tile, attribute = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    up, down, side = (draw.rng.randrange(0, 256, 2) for _ in range(3))
    order = draw.one(("up", "down", "left", "right"), ("down", "up", "left", "right"), ("up", "right", "down", "left"))
    pictures = {"up": up, "down": down, "left": side, "right": side}
    cases = tuple((n, (put(tile, pictures[name]),)) for n, name in enumerate(order) if name in ("up", "down"))
    right = order.index("right")
    kept = masked(attribute, 0xBF)
    program = (
        Switch(Read(direction), cases, (put(tile, side),)),
        If(check(direction, "==", right), (put(attribute, joined(kept, 0x40)),), (put(attribute, kept),)),
    )
    names = ", ".join(f"{n} {name}" for n, name in enumerate(order))
    return program, (
        f"Write a routine that picks a sprite tile for a direction: byte {direction.address} is {names}. Tile byte {tile.address} becomes ${up:02X} for up, ${down:02X} for down, ${side:02X} for left and right; the flip bit $40 of the attribute byte {attribute.address} is set for right and cleared otherwise.",
        f"How do I save tiles by flipping the sideways picture? Direction {direction.address} ({names}). Tiles: up ${up:02X}, down ${down:02X}, both sides ${side:02X} -> {tile.address}. Bit 6 of {attribute.address} on only when facing right; its other bits stay.",
        f"d = byte[{direction.address}] ({names}): byte[{tile.address}] = up ${up:02X} | down ${down:02X} | side ${side:02X}; byte[{attribute.address}] = (byte[{attribute.address}] & $BF) | (d == {right} ? $40 : 0).",
        f"My knight was drawn from the front (${down:02X}), from behind (${up:02X}, walking up) and looking left (${side:02X}). Where he looks is in {direction.address}: {names}, nothing else. Set the tile at {tile.address}, and mirror (h-flip $40 in {attribute.address}) the side view only to the right.",
    )


RECIPES = (
    append_sprite,
    hide_limbs,
    mirror_formation,
    split_screen_x,
    pack_four_extras,
    pack_high_table,
    unpack_high_table,
    count_by_priority,
    sink_behind_layer,
    lowest_on_screen,
    exchange_entries,
    second_half,
    big_sprite_tile,
    drop_shadow,
    clip_to_screen,
    rotate_priority,
    first_with_tile,
    sprites_on_line,
    alternate_flicker,
    number_sprites,
    tile_of_direction,
)
