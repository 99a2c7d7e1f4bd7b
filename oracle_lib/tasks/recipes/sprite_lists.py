"""Sprite buffers again: what is in use, what is free, groups, limits and reflections."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Either,
    Field,
    Here,
    If,
    Joined,
    Position,
    Read,
    Repeat,
    Report,
    Shifted,
    Shove,
    Statement,
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
    either,
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


def palettes_in_use(draw: Drawer) -> Made:
    count, hidden = draw.one(8, 12, 16, 24, 32), draw.one(0xE0, 0xF0)
    xs, ys, _, attributes = sprite_buffer(draw, count)
    mask = draw.variable(8)
    bits = Table("PaletteBits", "palette bit", (1, 2, 4, 8, 16, 32, 64, 128))
    bit = at(bits, Field(Read(Here(attributes)), 1, 3))
    program = (
        put(mask, 0),
        Each((ys, attributes), (when(check(Here(ys), "<", hidden), put(mask, joined(mask, bit))),)),
    )
    return program, (
        f"Write a routine that finds out which sprite palettes are on screen: of the {count} OAM entries at {xs.address} (x, y, tile, vhoopppc), those with y below ${hidden:02X} count; bit n of {mask.address} becomes 1 if one of them uses palette n, all other bits 0.",
        f"Which OBJ palettes does my OAM copy use? {count} entries from {xs.address}; y >= ${hidden:02X} means hidden. Bit mask (bit n = palette n) to {mask.address}.",
        f"byte[{mask.address}] = OR of 1 << palette over the visible sprites (y < ${hidden:02X}) of the {count}-entry OAM buffer {xs.address}.",
        f"I only want to upload sprite palettes that somebody wears. Look through the {count} four-byte entries at {xs.address}, skip those parked at line ${hidden:02X} or lower down, and collect a bit for each palette in the byte {mask.address}; palette 0 is bit 0.",
        f"Used-palette mask -> {mask.address}; OAM buffer {xs.address}, {count} sprites, hidden from y = ${hidden:02X} on.",
    )


def free_entries(draw: Drawer) -> Made:
    count, hidden = draw.one(8, 16, 24, 32, 64), draw.one(0xE0, 0xF0)
    xs, ys, _, _ = sprite_buffer(draw, count)
    amount, first = draw.variable(8), draw.variable(8)
    free = check(Here(ys), "==", hidden) if draw.maybe(0.5) else check(Here(ys), ">=", hidden)
    told = f"y is ${hidden:02X}" if free.relation == "==" else f"y is ${hidden:02X} or more"
    program = (put(amount, Count(ys, free)), put(first, Position(ys, free, 0xFF)))
    return program, (
        f"Write a routine that reports on the free sprites among {count} OAM entries at {xs.address} (four bytes each, y second): an entry is free if its {told}. Their number goes to {amount.address}, the number of the first free one to {first.address}, $FF if all are taken.",
        f"How many hardware sprites are left, and which is the first? OAM copy {xs.address}, {count} entries, free when {told}. Count -> {amount.address}, first -> {first.address} ($FF = none).",
        f"free(i): {told}, OAM buffer {xs.address}, i < {count}. byte[{amount.address}] = number of free i; byte[{first.address}] = smallest free i or $FF.",
        f"Before a big explosion I ask whether there are enough sprites. In the buffer at {xs.address} ({count} times x/y/tile/attr) a sprite is unused as long as {told}. Tell me how many such there are ({amount.address}) and where to start ({first.address}; $FF when there is none).",
        f"{xs.address}: OAM mirror, {count} sprites. Unused: {told}. {amount.address} = how many, {first.address} = first index else $FF.",
    )


def flash_one_sprite(draw: Drawer) -> Made:
    count, bit = draw.one(8, 16, 32), draw.rng.randrange(0, 5)
    ys = sprite_buffer(draw, count)[1]
    number, y, frames, timer = draw.variable(8, below=count), draw.variable(8), draw.variable(8), draw.variable(8)
    hidden = draw.one(0xE0, 0xF0)
    gone = Both(check(timer, "!=", 0), Bits(Read(frames), 1 << bit, "any"))
    program = (put(at(ys, number), either(gone, hidden, y)),)
    base = ys.address + -1
    return program, (
        f"Write a routine that lets one sprite flicker while a timer runs: entry byte[{number.address}] (0 to {count - 1}) of the OAM buffer at {base} gets y = ${hidden:02X} if the byte {timer.address} isn't 0 and bit {bit} of the frame counter {frames.address} is set, and y = byte[{y.address}] otherwise. The timer itself isn't touched.",
        f"How do I blink a hurt enemy's sprite? OAM entry number in {number.address} (under {count}), buffer {base}. Real y: {y.address}. While {timer.address} != 0 and bit {bit} of {frames.address} is 1: y byte ${hidden:02X}.",
        f"o[byte[{number.address}]].y = (byte[{timer.address}] && byte[{frames.address}] & ${1 << bit:02X}) ? ${hidden:02X} : byte[{y.address}]; OAM copy {base}, index < {count}.",
        f"Whoever is hit flickers: its invincibility is counted in {timer.address} by someone else. As long as that's not zero, frames with bit {bit} of {frames.address} on show the sprite off screen (line ${hidden:02X}); all other frames show it at the line in {y.address}. Its entry among the {count} of the buffer {base} is the one numbered {number.address} (always in range).",
    )


def place_four_parts(draw: Drawer) -> Made:
    xs, ys, _tiles, _attributes = sprite_buffer(draw, 4)
    x, y, facing = draw.variable(8), draw.variable(8), draw.variable(8)
    part = draw.one(8, 16)
    mask = draw.one(1, 2, 0x40, 0x80)
    program = (
        put(at(ys, 0), y),
        put(at(ys, 1), y),
        put(at(ys, 2), plus(y, part)),
        put(at(ys, 3), plus(y, part)),
        If(
            Bits(Read(facing), mask, "any"),
            (put(at(xs, 0), plus(x, part)), put(at(xs, 1), x), put(at(xs, 2), plus(x, part)), put(at(xs, 3), x)),
            (put(at(xs, 0), x), put(at(xs, 1), plus(x, part)), put(at(xs, 2), x), put(at(xs, 3), plus(x, part))),
        ),
    )
    return program, (
        f"Write a routine that places a picture made of 2x2 sprites ({part}x{part} each): the four OAM entries at {xs.address} are upper left, upper right, lower left, lower right of a picture whose corner is at x = byte[{x.address}], y = byte[{y.address}]. If mask ${mask:02X} of {facing.address} is set, left and right change columns. Only x and y are written; sums wrap at 256.",
        f"How do I position a 4-sprite metasprite? Corner bytes {x.address} (x) and {y.address} (y), parts {part} pixels apart, entries at {xs.address} in reading order. Facing bit ${mask:02X} of {facing.address}: mirrored, the left column's entries go right and the reverse.",
        f"o = OAM copy {xs.address}; o[0..3] = upper left, upper right, lower left, lower right of ({x.address}, {y.address}), step {part}; byte[{facing.address}] & ${mask:02X}: columns exchanged. Tiles and attributes stay; modulo 256.",
        f"My knight is drawn from four {part}-pixel sprites, listed row by row in the buffer at {xs.address} (x, y, tile, attr). Put them around: top left corner in the bytes {x.address} and {y.address}. When he looks the other way (bit {mask.bit_length() - 1} of {facing.address} on) the first of each row stands right, the second left. Coordinates are 8 bits.",
    )


def whole_sprite_x(draw: Drawer) -> Made:
    size_ = draw.one(2, 4, 8)
    high = draw.array(8, size_)
    xs = sprite_buffer(draw, 4 * size_)[0]
    number, result = draw.variable(8, below=4 * size_), draw.variable(16)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, at(high, Shifted(Read(number), "right", 2))),
        Repeat(masked(number, 3), (put(rest, Shifted(Read(rest), "right", 2)),)),
        put(result, Joined(masked(rest, 1), Read(at(xs, number)))),
    )
    return program, (
        f"Write a routine that reads the full 9-bit x of a sprite back from the OAM copy: low byte from entry byte[{number.address}] (below {4 * size_}) of the 4-byte entries at {xs.address}, bit 8 from the packed high table at {high.address} (two bits a sprite, the first sprite lowest, x8 in the lower of both). Result, 0 to 511, as a word to {result.address}.",
        f"How do I get all nine bits of a sprite's x? Sprite number {number.address} (0..{4 * size_ - 1}); low OAM table {xs.address}, high table {high.address}. To word {result.address}.",
        f"word[{result.address}] = x of sprite n = byte[{number.address}] < {4 * size_}, including bit 8; OAM low table copy {xs.address}, high table copy {high.address}.",
        f"My debugger should print where a sprite stands, and 8 bits aren't enough. The tables that go to OAM are kept at {xs.address} (x/y/tile/attr) and {high.address} (size and x8 of four sprites a byte). For the sprite numbered in {number.address}, never {4 * size_} or more, write the x to the two bytes at {result.address}, upper seven bits zero.",
        f"OAM: low {xs.address}, high {high.address}; n = {number.address} (< {4 * size_}). 9-bit x -> {result.address} (16-bit).",
    )


def clear_ninth_bits(draw: Drawer) -> Made:
    high = draw.array(8, draw.one(4, 8, 16, 32))
    sizes = draw.maybe(0.5)
    mask = 0x55 if sizes else 0xAA
    cleared = "size" if sizes else "x"
    kept = "x" if sizes else "size"
    bits = "the odd bits, 1, 3, 5 and 7" if sizes else "the even bits, 0, 2, 4 and 6"
    program = (Each((high,), (put(Here(high), masked(Here(high), mask)),)),)
    what = "makes every sprite a small one" if sizes else "brings every sprite back to x below 256"
    return program, (
        f"Write a routine that {what}: in each of the {high.length} bytes of the high OAM table's copy at {high.address} {bits} become 0, the others stay.",
        f"How do I reset only the {cleared} bits of the OAM high table? Copy at {high.address}, {high.length} bytes; {kept} bits survive.",
        f"for the {high.length} high-table bytes at {high.address}: all four sprites' {cleared} bits = 0, {kept} bits kept.",
        f"The routine that draws next frame only sets {cleared} bits and never clears them. So before it runs, go over my {high.length}-byte mirror of OAM's second table ({high.address}) and clear the {cleared} bit of each sprite; each sprite's {kept} bit must remain what it is.",
        f"High OAM mirror {high.address} ({high.length} bytes): drop {cleared} bits, keep {kept} bits.",
    )


def crowd_between_columns(draw: Drawer) -> Made:
    count, limit = draw.one(8, 12, 16, 32), draw.rng.randrange(2, 6)
    xs, _ys, _, _ = sprite_buffer(draw, count)
    left, right, amount = draw.variable(8), draw.variable(8), draw.variable(8)
    inside = Both(check(Here(xs), ">=", left), check(Here(xs), "<", right))
    program = (put(amount, Count(xs, inside)), Report(check(amount, ">", limit)))
    return program, (
        f"Write a routine that counts the sprites whose x lies in a band: among {count} OAM entries at {xs.address}, those with byte[{left.address}] <= x < byte[{right.address}] (unsigned). The count goes to {amount.address}; the carry comes back set if it is more than {limit}, else clear.",
        f"Too many sprites between two columns? Buffer {xs.address}, {count} entries, x first. Left edge {left.address} included, right edge {right.address} not. Number to {amount.address}, SEC if > {limit}, CLC if not.",
        f"byte[{amount.address}] = #{{i < {count}: byte[{left.address}] <= o[i].x < byte[{right.address}]}}; carry = that > {limit}. o: OAM entries {xs.address}.",
        f"My spotlight shines from column {left.address} up to, not including, column {right.address} (bytes). How many of the {count} sprites in the table at {xs.address} begin in it? Answer in {amount.address}, and carry set when it's a crowd: more than {limit}.",
    )


def second_page_for_palette(draw: Drawer) -> Made:
    count, palette, on = draw.one(8, 16, 24, 32), draw.rng.randrange(8), draw.maybe(0.6)
    attributes = sprite_buffer(draw, count)[3]
    new = joined(Here(attributes), 1) if on else masked(Here(attributes), 0xFE)
    program = (
        Each(
            (attributes,),
            (when(check(masked(Here(attributes), 0x0E), "==", palette << 1), put(Here(attributes), new)),),
        ),
    )
    base = attributes.address + -3
    page = "second" if on else "first"
    return program, (
        f"Write a routine that sends all sprites of palette {palette} to the {page} name table: in the {count} OAM entries at {base}, wherever bits 1 to 3 of the attribute byte (the fourth) are {palette}, bit 0 becomes {int(on)}. Nothing else changes.",
        f"How do I switch the tile page of every palette-{palette} sprite? OAM copy {base}, {count} sprites; they should use the {page} 256 tiles.",
        f"{count} OAM entries at {base}: attr.ppp == {palette} -> attr.c = {int(on)}.",
        f"In the night version everything with sprite palette {palette} has other pictures: the same tile numbers, but in the {page} name table. Change the vhoopppc bytes of those sprites, and of no others, in the {count}-sprite buffer at {base}.",
        f"OBJ palette {palette}: page bit := {int(on)}; buffer {base}, {count} x 4 bytes.",
    )


def trade_sprite_palettes(draw: Drawer) -> Made:
    count = draw.one(8, 16, 24, 32)
    one, other = sorted(draw.rng.sample(range(8), 2))
    attributes = sprite_buffer(draw, count)[3]
    flipped = toggled(Here(attributes), (one ^ other) << 1)
    palette = masked(Here(attributes), 0x0E)
    hit = Either(check(palette, "==", one << 1), check(palette, "==", other << 1))
    program = (Each((attributes,), (when(hit, put(Here(attributes), flipped)),)),)
    base = attributes.address + -3
    return program, (
        f"Write a routine that exchanges two sprite palettes: of the {count} OAM entries at {base} those with palette {one} (bits 1 to 3 of the fourth byte) get palette {other}, and those with palette {other} get {one}. All other bits and sprites stay.",
        f"How can the red team's sprites turn blue and the blue ones red? Palettes {one} and {other} trade places; OAM buffer {base}, {count} sprites.",
        f"OAM copy {base}, {count} entries: ppp {one} <-> {other}, others as they are.",
        f"After the switch is hit every sprite in palette {one} should wear palette {other} and the other way round. The {count} sprites are in the buffer at {base}, x/y/tile/vhoopppc.",
    )


def next_picture_in_row(draw: Drawer) -> Made:
    count, step = draw.one(8, 16, 32), draw.one(1, 2, 4)
    row = draw.rng.randrange(16)
    tiles = sprite_buffer(draw, count)[2]
    old = Here(tiles)
    new = joined(masked(old, 0xF0), masked(plus(old, step), 0x0F))
    program = (Each((tiles,), (when(check(masked(old, 0xF0), "==", row << 4), put(old, new)),)),)
    base = tiles.address + -2
    return program, (
        f"Write a routine that animates the sprites with tiles ${row:X}0 to ${row:X}F: in each such entry of the {count} at {base} (tile in the third byte) the tile goes on by {step}, and past ${row:X}F it goes on from ${row:X}0. Other sprites stay.",
        f"How do I step tile numbers without leaving their row of 16? Sprites whose tile is in row ${row:X}0-${row:X}F: low digit + {step} modulo 16. OAM copy {base}, {count} entries.",
        f"for i < {count}: t = o[i].tile; if t >> 4 == {row}: o[i].tile = (t & $F0) | ((t + {step}) & $0F). o = OAM entries at {base}.",
        f"Row ${row:X}0 of my sprite sheet holds an animation that runs in a circle through its 16 tiles, {step} further each call. Apply it to every sprite of the buffer ({count} x 4 bytes, {base}) that shows a tile of this row.",
    )


def limit_sprites_per_line(draw: Drawer) -> Made:
    count, limit = draw.one(12, 16, 24, 32), draw.rng.randrange(2, 7)
    ys = sprite_buffer(draw, count)[1]
    line, tall, hidden = draw.variable(8), draw.one(8, 16, 32), draw.one(0xE0, 0xF0)
    seen = Algorithms(draw).own("seen")
    touches = check(minus(line, Here(ys)), "<", tall)
    program = (
        put(seen, 0),
        Each((ys,), (when(touches, more(seen), when(check(seen, ">", limit), put(Here(ys), hidden))),)),
    )
    base = ys.address + -1
    return program, (
        f"Write a routine that allows at most {limit} sprites on one screen line: going through the {count} OAM entries at {base} in order, a sprite is on line byte[{line.address}] if line minus y, modulo 256, is below {tall}. The first {limit} such sprites stay, every further one gets y = ${hidden:02X}.",
        f"How do I drop sprites beyond a per-line limit? Line {line.address}, sprites {tall} high ((line - y) & $FF < {tall}), {count} entries at {base}. Keep the first {limit} on the line, park the rest at ${hidden:02X}.",
        f"n = 0; for i < {count}: if (byte[{line.address}] - o[i].y) & $FF < {tall}: n += 1, and if n > {limit}: o[i].y = ${hidden:02X}. OAM copy o: {base}.",
        f"Where the status bar ends (line {line.address}) the console drops sprites at random, so I drop them myself: of those {tall} pixels tall that cover that line - line minus y below {tall}, 8 bits - only the {limit} with the lowest numbers may stay; hide the others at ${hidden:02X}. {count} sprites, buffer {base}, four bytes each.",
    )


def sprite_nearest_to_column(draw: Drawer) -> Made:
    count = draw.one(6, 8, 12, 16)
    xs = sprite_buffer(draw, count)[0]
    x, number, gap = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    place, away = working.own("place"), working.own("away")
    program = (
        put(gap, 0xFF),
        put(number, 0),
        put(place, 0),
        Each(
            (xs,),
            (
                put(away, Binary("distance", Read(Here(xs)), Read(x))),
                when(check(away, "<", gap), put(gap, away), put(number, place)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds which of {count} sprites is nearest to a column: the OAM entries lie at {xs.address} (x first), the column is the byte {x.address}. The entry number goes to {number.address}, the distance |x - column| to {gap.address}; of equally near ones the lower number wins.",
        f"Nearest sprite to x = byte[{x.address}]? Entries {xs.address}, {count} of them, plain unsigned distance. Index to {number.address}, distance to {gap.address}, first one on a tie.",
        f"byte[{number.address}], byte[{gap.address}] = argmin, min over i < {count} of |o[i].x - byte[{x.address}]|, first of equals. o: OAM copy {xs.address}.",
        f"My magnet pulls the sprite that's closest to it sideways. Magnet at {x.address}, sprites: {count} entries of four bytes from {xs.address}. I need the winner's number ({number.address}) and how many pixels it's away ({gap.address}). If two are as near, take the earlier.",
    )


def vertical_extent(draw: Drawer) -> Made:
    count, hidden = draw.one(4, 6, 8, 12, 16), draw.one(0xE0, 0xF0)
    ys = sprite_buffer(draw, count)[1]
    top, bottom = draw.variable(8), draw.variable(8)
    y = Read(Here(ys))
    program = (
        put(top, 0xFF),
        put(bottom, 0),
        Each(
            (ys,),
            (
                when(
                    check(y, "<", hidden),
                    put(top, Binary("min", Read(top), y)),
                    put(bottom, Binary("max", Read(bottom), y)),
                ),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Write a routine that measures how far a group of sprites reaches from top to bottom: of the {count} OAM entries at {base} those with y below ${hidden:02X} are visible. Their smallest y goes to {top.address}, the largest to {bottom.address}; if none is visible the two become $FF and 0.",
        f"Top and bottom y of the visible sprites? {count} entries, {base}, hidden = y >= ${hidden:02X}. Min -> {top.address}, max -> {bottom.address}; nobody visible: $FF and $00.",
        f"byte[{top.address}] = min(y), byte[{bottom.address}] = max(y) over the entries with y < ${hidden:02X} of {count} at {base} (OAM layout); empty: $FF / 0.",
        f"The boss is put together from {count} sprites (buffer {base}, x/y/tile/attr), some of them parked at ${hidden:02X} or beyond. For its hit box I need the topmost y in {top.address} and the lowest on the screen, the largest y, in {bottom.address}. Without a visible part, $FF for the top and 0 for the bottom.",
    )


def rotate_sprite_list(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    fields = sprite_buffer(draw, count)
    working = Algorithms(draw)
    kept = [working.own(f"first {name}") for name in ("x", "y", "tile", "attribute")]
    program: tuple[Statement, ...] = (
        *(put(one, at(field, 0)) for one, field in zip(kept, fields, strict=True)),
        *(Shove(field, False, Read(one)) for one, field in zip(kept, fields, strict=True)),
    )
    base = fields[0].address
    return program, (
        f"Write a routine that rotates the list of {count} sprites at {base} (OAM entries of four bytes) by one place: every entry moves one place down to the lower number, and the former entry 0 becomes entry {count - 1}.",
        f"How do I let each sprite have the top priority once? Rotate {count} OAM entries, 4 bytes each, from {base}: first one to the end, all others one forward.",
        f"o[0..{count - 1}] = o[1], o[2], ..., o[{count - 1}], old o[0]; o: 4-byte OAM entries at {base}.",
        f"Sprites with low numbers hide the others when a line gets full. To be fair I turn the queue each frame: the entry at the head of the {count} at {base} steps to the back, and everybody else moves up by one (x, y, tile and attributes together).",
        f"Rotate OAM block {base}, {count} entries, left by one entry.",
    )


def two_free_neighbours(draw: Drawer) -> Made:
    count, hidden = draw.one(8, 12, 16, 24), draw.one(0xE0, 0xF0)
    ys = sprite_buffer(draw, count)[1]
    result = draw.variable(8)
    working = Algorithms(draw)
    run, place = working.own("run"), working.own("place")
    program = (
        put(result, 0xFF),
        put(run, 0),
        put(place, 0),
        Each(
            (ys,),
            (
                If(
                    check(Here(ys), ">=", hidden),
                    (more(run), when(check(run, "==", 2), put(result, minus(place, 1)), Stop())),
                    (put(run, 0),),
                ),
                more(place),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Write a routine that looks for two free OAM entries side by side: among the {count} at {base} an entry is free if its y (second byte) is ${hidden:02X} or more. The number of the first entry of the first such pair goes to {result.address}, $FF if there is no pair.",
        f"Where do two sprites in a row fit? OAM buffer {base}, {count} entries, free: y >= ${hidden:02X}. First number of the earliest neighbouring pair to {result.address}; none: $FF.",
        f"byte[{result.address}] = least i with o[i].y >= ${hidden:02X} and o[i+1].y >= ${hidden:02X}, i + 1 < {count}, or $FF; o = OAM copy {base}.",
        f"A chest needs two sprites with consecutive numbers. Find a gap for it in my sprite buffer ({count} x 4 bytes from {base}; parked ones have y ${hidden:02X} or above) as near to the front as possible and store where it starts in {result.address}. $FF tells that there is no such gap.",
    )


def reflection_in_water(draw: Drawer) -> Made:
    xs, ys, tiles, attributes = sprite_buffer(draw, 2)
    water, hidden = draw.variable(8), draw.one(0xE0, 0xF0)
    priority = draw.rng.randrange(3)
    flipped = (
        joined(masked(toggled(at(attributes, 0), 0x80), 0xCF), priority << 4)
        if priority
        else masked(toggled(at(attributes, 0), 0x80), 0xCF)
    )
    program = (
        put(at(xs, 1), at(xs, 0)),
        put(at(tiles, 1), at(tiles, 0)),
        put(at(attributes, 1), flipped),
        If(
            check(at(ys, 0), "<", water),
            (put(at(ys, 1), minus(plus(water, water), at(ys, 0))),),
            (put(at(ys, 1), hidden),),
        ),
    )
    one, two = xs.address, xs.address + 4
    return program, (
        f"Write a routine that draws a reflection: the OAM entry at {two} gets x and tile of the entry at {one}, and its attributes with the vertical flip inverted and priority {priority}. With w = byte[{water.address}], its y is 2w minus the other's y (modulo 256) if that y is less than w, otherwise ${hidden:02X}.",
        f"How do I mirror a sprite in a water surface? Original entry {one}, mirror image {two} (x, y, tile, vhoopppc). Water line w: {water.address}. Same x and tile, attr with v toggled and oo = {priority}; y = 2w - y when y < w (8-bit), else ${hidden:02X}.",
        f"b = entry {two}, a = entry {one} (OAM): b.x = a.x; b.tile = a.tile; b.attr = ((a.attr ^ $80) & $CF) | ${priority << 4:02X}; b.y = a.y < w ? 2 * w - a.y : ${hidden:02X}; w = byte[{water.address}].",
        f"The lake reflects the hero as long as he stands above its surface (his y less than {water.address}): upside down, just as far below the line as he's above it (twice the line minus y, wrapping at 256), in sprite priority {priority}. His entry is at {one}, the reflection's at {two}. If he isn't above the line, hide the image at y = ${hidden:02X}; the other fields are filled in all the same.",
    )


RECIPES = (
    palettes_in_use,
    free_entries,
    flash_one_sprite,
    place_four_parts,
    whole_sprite_x,
    clear_ninth_bits,
    crowd_between_columns,
    second_page_for_palette,
    trade_sprite_palettes,
    next_picture_in_row,
    limit_sprites_per_line,
    sprite_nearest_to_column,
    vertical_extent,
    rotate_sprite_list,
    two_free_neighbours,
    reflection_in_water,
)
