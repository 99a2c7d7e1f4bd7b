"""Groups of sprites: the packed extra bits, order, palettes, clicks, weather and what parts have in common."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Extreme,
    Field,
    Fill,
    Half,
    Here,
    If,
    Number,
    Read,
    Repeat,
    Shifted,
    Stop,
    Table,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import sprite_buffer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def store_whole_x(draw: Drawer) -> Made:
    bytes_ = draw.one(2, 4, 8, 32)
    high = draw.array(8, bytes_)
    xs = sprite_buffer(draw, bytes_ * 4)[0]
    number, x = draw.variable(8, below=bytes_ * 4), draw.variable(16)
    bits = Table("NinthBits", "ninth bit", (0x01, 0x04, 0x10, 0x40))
    working = Algorithms(draw)
    place = replace(working.own("place"), below=bytes_)
    bit = working.own("bit")
    program = (
        put(at(xs, number), Half(Read(x), False)),
        put(bit, at(bits, masked(number, 3))),
        put(place, Shifted(Read(number), "right", 2)),
        If(
            Bits(Read(x), 0x100, "any"),
            (put(at(high, place), joined(at(high, place), bit)),),
            (put(at(high, place), masked(at(high, place), toggled(bit, 0xFF))),),
        ),
    )
    return program, (
        f"Write a routine that sets a sprite's full x: of sprite byte[{number.address}] (below {bytes_ * 4}) the low byte of the word {x.address} goes to its entry in the OAM copy at {xs.address} (four bytes each, x first), and bit 8 into the high table's copy at {high.address}: byte n / 4, bit 2 * (n modulo 4). All other bits stay.",
        f"How do I store a 9-bit x for OAM sprite n? n = byte {number.address} (< {bytes_ * 4}), x word {x.address} (bits 9-15 ignored). Low table {xs.address}, high table {high.address}, {bytes_} bytes; keep the size bits and the neighbours.",
        f"o[n].x = x & $FF; bit 2 * (n & 3) of h[n >> 2] = x >> 8 & 1; n = byte[{number.address}] < {bytes_ * 4}, x = word[{x.address}], o: OAM entries {xs.address}, h: {high.address}.",
        f"The dragon's wing leaves the screen at the left, so its sprite needs the ninth bit. Which sprite: {number.address}, never {bytes_ * 4} or more; where: {x.address}, two bytes of which nine bits count. Write both into the buffers that NMI sends to OAM, entries at {xs.address}, extra bits at {high.address} (two a sprite, x first, four sprites a byte from the right).",
    )


def count_big_sprites(draw: Drawer) -> Made:
    high, result = draw.array(8, draw.one(4, 8, 16, 32)), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    what = draw.one("big", "far")
    bit = 2 if what == "big" else 1
    program = (
        put(result, 0),
        Each(
            (high,),
            (
                put(rest, Here(high)),
                Repeat(
                    Number(4),
                    (when(Bits(Read(rest), bit, "any"), more(result)), put(rest, Shifted(Read(rest), "right", 2))),
                ),
            ),
        ),
    )
    count = high.length * 4
    told = "the large size" if what == "big" else "bit 8 of x set"
    odd = "odd" if what == "big" else "even"
    return program, (
        f"Write a routine that counts the sprites with {told}: the {high.length} bytes at {high.address} are a copy of OAM's high table, two bits a sprite; the {odd}-numbered bits tell. The count of the {count} sprites goes to {result.address}.",
        f"How many of {count} sprites have {told}? High OAM table mirror {high.address}, {high.length} bytes. Number to byte {result.address}.",
        f"byte[{result.address}] = number of set bits of {high.length} bytes at {high.address} & ${0xAA if what == 'big' else 0x55:02X}.",
        f"My debug overlay reports how many of the first {count} sprites are {'drawn in the bigger of the two sizes' if what == 'big' else 'partly or wholly beyond column 255'}. The packed bits (x8 and size, four sprites in each of {high.length} bytes) are at {high.address}; answer in {result.address}.",
    )


def draw_in_given_order(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16)
    x, y, order = draw.array(8, count), draw.array(8, count), draw.array(8, count)
    xs, ys, _, _ = sprite_buffer(draw, count)
    working = Algorithms(draw)
    place, who = replace(working.own("place"), below=count + 1), replace(working.own("who"), below=count)
    program = (
        put(place, 0),
        Each(
            (order,),
            (
                put(who, masked(Here(order), count - 1)),
                put(at(xs, Binary("min", Read(place), Number(count - 1))), at(x, who)),
                put(at(ys, Binary("min", Read(place), Number(count - 1))), at(y, who)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that fills OAM entries in a given order: the {count} bytes at {order.address} are object numbers, of which the low {(count - 1).bit_length()} bits count. Entry i of the buffer at {xs.address} (x, y, tile, attributes) gets the x and y of the i-th object in that list; objects' x bytes are at {x.address}, y bytes at {y.address}.",
        f"Sprites sorted by an order list? order {order.address} ({count} bytes, & {count - 1}); object x {x.address}, y {y.address}; OAM copy {xs.address}: o[i].x, o[i].y = x, y of object order[i].",
        f"for i < {count}: k = order[i] & {count - 1}; o[i].x = X[k]; o[i].y = Y[k]. order {order.address}, X {x.address}, Y {y.address}, o: 4-byte entries {xs.address}.",
        f"My objects have been sorted from near to far; the list of their numbers is at {order.address}. Put their positions (x from {x.address}, y from {y.address}, a byte each per object) into the {count} sprite entries at {xs.address} in that order, so that near ones come first. Only the lowest bits of a list entry, enough for {count} objects, are its number. Tiles and attributes are set elsewhere.",
    )


def sprites_per_palette(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32, 64, 128)
    attributes = sprite_buffer(draw, count)[3]
    counts = draw.array(8, 8)
    base = attributes.address + -3
    program = (
        Fill(counts, Number(0)),
        Each((attributes,), (more(at(counts, Field(Read(Here(attributes)), 1, 3))),)),
    )
    return program, (
        f"Write a routine that counts the sprites of each palette: {count} OAM entries lie at {base}, with the palette in bits 1 to 3 of the fourth byte. The eight counts go to the bytes at {counts.address}, palette 0 first.",
        f"Histogram of OBJ palettes? {count} entries x/y/tile/attr at {base}; 8 counters from {counts.address} (cleared first).",
        f"c[0..7] = 0; for i < {count}: c[o[i].attr >> 1 & 7] += 1; o: {base}, c: {counts.address}.",
        f"Which sprite palettes could be merged? For a statistic go over the {count} entries of my OAM buffer ({base}, vhoopppc last) and leave at {counts.address} how many use palette 0, at the byte behind it how many use palette 1, and so on to 7.",
    )


def sprite_under_cursor(draw: Drawer) -> Made:
    count, wide = draw.one(4, 8, 16, 32), draw.one(8, 16, 32)
    xs, ys, _, _ = sprite_buffer(draw, count)
    x, y, result = draw.variable(8), draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    hit = Both(check(minus(x, Here(xs)), "<", wide), check(minus(y, Here(ys)), "<", wide))
    program = (
        put(result, 0xFF),
        put(place, 0),
        Each((xs, ys), (when(hit, put(result, place), Stop()), more(place))),
    )
    return program, (
        f"Write a routine that finds the sprite under a cursor: of {count} OAM entries at {xs.address} (x, y first) the first for which byte {x.address} - x and byte {y.address} - y, both modulo 256, are below {wide}. Its number goes to {result.address}, $FF if there is none.",
        f"Which {wide}x{wide} sprite did the mouse click? Cursor {x.address}/{y.address}, buffer {xs.address}, {count} entries. (cx - x) & $FF < {wide} and (cy - y) & $FF < {wide}; lowest number wins; to {result.address}, none $FF.",
        f"byte[{result.address}] = least i < {count} with (u8)(byte[{x.address}] - o[i].x) < {wide} && (u8)(byte[{y.address}] - o[i].y) < {wide}, else $FF; o: OAM copy {xs.address}.",
        f"Clicking with the SNES mouse picks a figure. The pointer is at {x.address} (across) and {y.address} (down), every figure is a sprite of {wide} by {wide} pixels out of the {count} at {xs.address}, and those with lower numbers lie on top. Positions are 8 bits and wrap round. Who is hit: {result.address}; nobody: $FF.",
    )


def rain_drops(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32, 64)
    xs, ys, _, _ = sprite_buffer(draw, count)
    speed, wind = draw.variable(8, below=16), draw.variable(8)
    bottom = draw.one(224, 208, 232)
    program = (
        Each(
            (xs, ys),
            (
                put(Here(ys), plus(Here(ys), speed)),
                when(check(Here(ys), ">=", bottom), put(Here(ys), 0)),
                put(Here(xs), plus(Here(xs), wind)),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets {count} sprites fall like rain: in the OAM buffer at {xs.address} (x, y, tile, attributes) each y rises by the byte {speed.address} (below 16, modulo 256); at {bottom} or more it becomes 0. Each x gets the byte {wind.address} added (modulo 256).",
        f"Rain over {count} OAM entries at {xs.address}? y += speed {speed.address} (0-15); y >= {bottom} -> 0; x += wind {wind.address}, wraps both ways.",
        f"for i < {count}: o[i].y += byte[{speed.address}]; if o[i].y >= {bottom}: o[i].y = 0; o[i].x += byte[{wind.address}]; o: {xs.address}, 8 bits.",
        f"{count} drops are sprites from {xs.address} on. A call lets them down by {speed.address} lines (less than 16) and blows them aside by {wind.address} pixels, with 256 - n for n to the left. Who has come to line {bottom} or lower starts again at the top, at line 0.",
    )


def group_takes_priority(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12)
    attributes = sprite_buffer(draw, count)[3]
    leader = draw.rng.randrange(count)
    field, mask = draw.one(("priority", 0x30), ("palette", 0x0E), ("flips", 0xC0))
    kept = Algorithms(draw).own("kept")
    program = (
        put(kept, masked(at(attributes, leader), mask)),
        Each((attributes,), (put(Here(attributes), joined(masked(Here(attributes), 0xFF ^ mask), kept)),)),
    )
    base = attributes.address + -3
    return program, (
        f"Write a routine that gives a group of {count} sprites one {field}: in the OAM entries at {base}, bits ${mask:02X} of every attribute byte (the fourth) become those of entry {leader}; all other bits stay.",
        f"All {count} parts should follow entry {leader}'s {field}. OAM copy {base}, attr & ${mask:02X}.",
        f"for i < {count}: o[i].attr = (o[i].attr & ${0xFF ^ mask:02X}) | (o[{leader}].attr & ${mask:02X}); o: 4-byte entries {base}.",
        f"The giant's head is sprite {leader} of his {count} (buffer {base}). Game code only ever changes the head's {field}. Pass it on to all the other parts before the upload, leaving the rest of their vhoopppc bytes alone.",
    )


def ghosts_use_blending(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16, 32)
    attributes = sprite_buffer(draw, count)[3]
    ghosts = draw.array(8, count)
    base = attributes.address + -3
    bit = draw.one(0x80, 1, 0x40)
    program = (
        Each(
            (ghosts, attributes),
            (
                If(
                    Bits(Read(Here(ghosts)), bit, "any"),
                    (put(Here(attributes), joined(Here(attributes), 0x08)),),
                    (put(Here(attributes), masked(Here(attributes), 0xF7)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that makes ghosts see-through: for each of {count} sprites there is a byte at {ghosts.address} and an OAM entry at {base}. If mask ${bit:02X} of the byte is set, bit 3 of the attributes (the upper half of the palettes, which takes part in colour math) is set, otherwise cleared.",
        f"Move flagged sprites to palettes 4-7 and the others to 0-3? Flags: {count} bytes {ghosts.address}, mask ${bit:02X}; OAM copy {base}; the low two palette bits stay.",
        f"for i < {count}: bit 3 of o[i].attr = (g[i] & ${bit:02X}) != 0; g: {ghosts.address}, o: OAM entries {base}.",
        f"The PPU blends only sprites of palettes 4 to 7. My palettes are arranged in pairs, n for the living and n + 4 for the dead. Who is dead is marked by bit {bit.bit_length() - 1} in the {count} bytes from {ghosts.address}. Bring the attribute bytes of the {count} entries at {base} in line, in both directions.",
    )


def stretch_group(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    xs = sprite_buffer(draw, count)[0]
    center, closer = draw.variable(8), draw.maybe(0.5)
    gap = Binary("distance", Read(Here(xs)), Read(center))
    far = check(gap, ">=", 2) if closer else check(gap, "<", 100)
    change = draw.one(1, 2)
    right = check(Here(xs), ">", center)
    step_in = If(right, (put(Here(xs), minus(Here(xs), change)),), (put(Here(xs), plus(Here(xs), change)),))
    step_out = If(right, (put(Here(xs), plus(Here(xs), change)),), (put(Here(xs), minus(Here(xs), change)),))
    program = (Each((xs,), (when(far, step_in if closer else step_out),)),)
    told = (
        "at least 2 pixels away from the centre moves" if closer else "less than 100 pixels away from the centre moves"
    )
    way = "towards" if closer else "away from"
    return program, (
        f"Write a routine that {'gathers' if closer else 'scatters'} {count} sprites: each x in the OAM buffer at {xs.address} (first of four bytes) that is {told} {change} pixel{'s' * (change > 1)} {way} the column in {center.address}. An x greater than the column counts as right of it, any other as left; 8 bits, wrapping.",
        f"{'Pull' if closer else 'Push'} sprites {'to' if closer else 'from'} a centre column {center.address}: {count} entries, {xs.address}; |x - c| {'>= 2' if closer else '< 100'}: x {'-' if closer else '+'}= {change} if x > c, else x {'+' if closer else '-'}= {change} (mod 256).",
        f"for i < {count}: d = |o[i].x - c|; if d {'>= 2' if closer else '< 100'}: o[i].x {'-' if closer else '+'}= o[i].x > c ? {change} : -{change}; c = byte[{center.address}], o: {xs.address}.",
        f"{'The sparks draw together' if closer else 'The shards fly apart'} sideways around column {center.address}: every one of the {count} sprites in the table at {xs.address} {told} {change} further {'in' if closer else 'out'} per call. Exactly on the column means left. Other bytes of the entries aren't touched.",
    )


def all_hidden(draw: Drawer) -> Made:
    count, hidden = draw.one(4, 6, 8, 12), draw.one(0xE0, 0xF0)
    ys = sprite_buffer(draw, count)[1]
    base = ys.address + -1
    bit = draw.rng.randrange(8)
    flags = draw.variable(8)
    working = Algorithms(draw).own("lowest")
    program = (
        put(working, Extreme("min", ys)),
        If(
            check(working, ">=", hidden),
            (put(flags, joined(flags, 1 << bit)),),
            (put(flags, masked(flags, 0xFF ^ (1 << bit))),),
        ),
    )
    return program, (
        f"Write a routine that notes whether a group of {count} sprites has left the screen: if every y (second byte of the OAM entries at {base}) is ${hidden:02X} or more, bit {bit} of {flags.address} is set; if any is less it is cleared. The other bits stay.",
        f"Are all {count} entries at {base} parked (y >= ${hidden:02X})? Bit {bit} of byte {flags.address} = yes/no, rest kept.",
        f"bit {bit} of byte[{flags.address}] = all(o[i].y >= ${hidden:02X}, i < {count}); o: OAM copy {base}.",
        f"The explosion is over when none of its {count} sprites can be seen any more; they are hidden one by one at line ${hidden:02X} or below. Look through their entries ({base}, x/y/tile/attr) and keep bit {bit} in {flags.address} up to date: on for all hidden, off while one is in sight.",
    )


RECIPES = (
    store_whole_x,
    count_big_sprites,
    draw_in_given_order,
    sprites_per_palette,
    sprite_under_cursor,
    rain_drops,
    group_takes_priority,
    ghosts_use_blending,
    stretch_group,
    all_hidden,
)
