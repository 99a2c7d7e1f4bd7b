"""Errands over OAM entries: picking, placing, hiding, merging, packing, clipping and measuring sprites."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Count,
    Each,
    Either,
    Extreme,
    Field,
    Fill,
    Fold,
    Half,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Report,
    Shifted,
    Stop,
    Swap,
    Table,
    While,
    Widened,
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
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def compact_visible(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    limit, used = draw.one(0xE0, 0xF0), draw.variable(8)
    own = Algorithms(draw).own
    place, into = (replace(own(name), below=count + 1) for name in ("place", "into"))
    program = (
        put(place, 0),
        put(into, 0),
        While(
            check(place, "<", count),
            (
                when(
                    check(at(ys, place), "<", limit),
                    *(put(at(field, into), at(field, place)) for field in (xs, ys, tiles, attributes)),
                    more(into),
                ),
                more(place),
            ),
        ),
        put(used, into),
    )
    return program, (
        f"Compact the OAM buffer at {xs.address} ({count} entries of 4 bytes: x, y, tile, attributes): entries with y below ${limit:02X} move to the front in their order, over whatever is there; behind them the old bytes stay. Number of kept entries to {used.address}.",
        f"{count} OAM entries at {xs.address}: keep those with y < ${limit:02X}, packed from entry 0 on, rest untouched; count -> {used.address}.",
        f"n = 0; for i < {count}: if o[i].y < ${limit:02X}: o[n++] = o[i]; byte[{used.address}] = n. o = 4-byte records x, y, tile, attr at {xs.address}.",
        f"Hidden sprites (y of ${limit:02X} or more) leave holes in my sprite list, {count} hardware entries from {xs.address}. Close the holes by moving the visible ones down without changing their order, and tell me in {used.address} how many there are. What remains above that number need not be cleaned, so leave it as it is.",
    )


def topmost_visible(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    _, ys, _, _ = sprite_buffer(draw, count)
    hidden, best, result = draw.one(0xE0, 0xF0), Algorithms(draw).own("best"), draw.variable(8)
    program = (
        put(result, 0xFF),
        put(best, hidden),
        Each((ys,), (when(check(Here(ys), "<", best), put(best, Here(ys)), put(result, Index())),)),
    )
    base = ys.address + -1
    return program, (
        f"Which visible sprite is highest on the screen? {count} OAM entries lie at {base} (x, y, tile, attributes); those with y of ${hidden:02X} or more are hidden. Store the index of the one with the least y, of equals the first, at {result.address}, or $FF if none is visible.",
        f"argmin of y < ${hidden:02X} over {count} OAM entries ({base}) -> byte {result.address}; none: $FF; ties: first.",
        f"b = ${hidden:02X}, r = $FF; for i < {count}: if y[i] < b: b = y[i], r = i; byte[{result.address}] = r. y: second byte of each 4-byte entry at {base}.",
        f"The balloon's string is tied to whatever hangs highest. Among my {count} sprites (hardware format from {base}), not counting those parked at y >= ${hidden:02X}, find the uppermost one's number for {result.address}; the earlier one wins a tie, and $FF means that the screen is empty.",
    )


def sprite_behind_hero(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    _, ys, _, attributes = sprite_buffer(draw, count)
    hero, front, back = draw.variable(8), *draw.rng.sample(range(4), 2)
    changed = draw.variable(8)
    program = (
        put(changed, 0),
        Each(
            (ys, attributes),
            (
                when(
                    Both(
                        check(masked(Here(attributes), 0x30), "==", front << 4),
                        check(Here(ys), "<", hero),
                    ),
                    put(Here(attributes), joined(masked(Here(attributes), 0xCF), back << 4)),
                    more(changed),
                ),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Of {count} OAM entries at {base}, those with priority {front} and a y less than byte[{hero.address}] get priority {back} (bits 4-5 of the attribute byte); nothing else changes. Count them in {changed.address}.",
        f"{count} sprites {base}: prio {front} and y < byte[{hero.address}] -> prio {back}; number changed -> {changed.address}.",
        f"for i < {count}: if (a[i] & $30) == ${front << 4:02X} and y[i] < h: a[i] = a[i] & $CF | ${back << 4:02X}, ++n. y/a: bytes 1/3 of the records at {base}, h = byte[{hero.address}], n (from 0) = byte[{changed.address}].",
        f"People further up the screen than the hero, whose y is in {hero.address}, should be drawn on plane {back} instead of {front}. Do that for the {count} entries of the sprite buffer {base} (x, y, tile, vhoopppc) which are on plane {front} now, and write down in {changed.address} how many it concerned.",
    )


def merge_two_lists(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    more_ys = draw.array(8, draw.one(2, 3, 4, 6))
    more_xs = draw.array(8, more_ys.length)
    used, tile, lost = draw.variable(8, below=count + 1), draw.rng.randrange(256), draw.variable(8)
    attribute = draw.one(0x20, 0x30, 0x32, 0x34)
    program = (
        put(lost, 0),
        Each(
            (more_ys, more_xs),
            (
                If(
                    check(used, "<", count),
                    (
                        put(at(xs, used), Here(more_xs)),
                        put(at(ys, used), Here(more_ys)),
                        put(at(tiles, used), tile),
                        put(at(attributes, used), attribute),
                        more(used),
                    ),
                    (more(lost),),
                ),
            ),
        ),
    )
    n = more_ys.length
    return program, (
        f"Append {n} sparks to the OAM buffer at {xs.address} ({count} entries of 4 bytes, byte[{used.address}] of them in use, never more than {count}): x from the bytes at {more_xs.address}, y from {more_ys.address}, tile ${tile:02X}, attributes ${attribute:02X}. The fill level rises; sparks without room are counted in {lost.address}.",
        f"{n} particles (x {more_xs.address}, y {more_ys.address}) -> OAM list {xs.address}, level {used.address} (0-{count}), tile ${tile:02X}, attr ${attribute:02X}; dropped ones -> {lost.address}.",
        f"lost = 0; for i < {n}: if n < {count}: o[n++] = (px[i], py[i], ${tile:02X}, ${attribute:02X}) else ++lost. px {more_xs.address}, py {more_ys.address}, o {xs.address}, n = byte[{used.address}] <= {count}, lost = byte[{lost.address}].",
        f"Particles keep just a position ({n} bytes of x at {more_xs.address}, {n} of y at {more_ys.address}). At the end of the frame each becomes a hardware sprite with picture ${tile:02X} and flags ${attribute:02X}, behind the {used.address} entries that the buffer {xs.address} has already. The buffer ends after {count}; say in {lost.address} how many particles found no place.",
    )


def shot_from_muzzle(draw: Drawer) -> Made:
    x, y, facing = draw.variable(8), draw.variable(8), draw.variable(8, below=4)
    out_x, out_y = draw.variable(8), draw.variable(8)
    dx = Table(
        "MuzzleXTable", "x offset", tuple(draw.rng.choice((-12, -8, -4, 0, 4, 6, 8, 12, 14)) & 0xFF for _ in range(4))
    )
    dy = Table(
        "MuzzleYTable", "y offset", tuple(draw.rng.choice((-14, -10, -8, -6, 2, 5, 9, 10)) & 0xFF for _ in range(4))
    )
    low, high = draw.one((8, 0xF0), (4, 0xF8), (0, 0xF8))
    program = (
        put(out_x, plus(x, at(dx, facing))),
        put(out_y, plus(y, at(dy, facing))),
        when(check(out_y, ">=", 0xE0), put(out_y, 0xF0)),
        Report(Between(Read(out_x), low, high)),
    )
    xs = ", ".join(str(one - 256 if one > 127 else one) for one in dx.values)
    ys = ", ".join(str(one - 256 if one > 127 else one) for one in dy.values)
    return program, (
        f"Place a muzzle flash: x = byte[{x.address}] + one of {xs}, y = byte[{y.address}] + one of {ys}, both by the facing byte[{facing.address}] (0-3), modulo 256, to {out_x.address} and {out_y.address}. If that y is $E0 or more it becomes $F0 (hidden). Carry set if the new x is within ${low:02X} to ${high:02X}.",
        f"x' = byte[{x.address}] + [{xs}][f], y' = byte[{y.address}] + [{ys}][f], f = byte[{facing.address}] < 4; y' >= $E0 -> $F0; C = ${low:02X} <= x' <= ${high:02X}. x' -> {out_x.address}, y' -> {out_y.address}.",
        f"Gun tip by facing {facing.address} (0..3): offsets x {xs}; y {ys}; soldier at {x.address}/{y.address} (bytes, wrapping) -> {out_x.address}/{out_y.address}; y from $E0 on is stored as $F0; carry = x in ${low:02X}-${high:02X}.",
        f"Depending on where the soldier looks (0 to 3 in {facing.address}) the flash of his gun sits elsewhere: add {xs} to his x ({x.address}) and {ys} to his y ({y.address}). Results to {out_x.address} and {out_y.address}, a byte each, no carry into anything. A flash at line $E0 or lower is parked at $F0 instead. The caller wants a set carry when the x just stored lies between ${low:02X} and ${high:02X}, both included.",
    )


def big_sprite_of_four(draw: Drawer) -> Made:
    x, y, tile = draw.variable(8), draw.variable(8), draw.variable(8)
    count = 4
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    look = draw.variable(8)
    own = Algorithms(draw).own
    left, right = own("left"), own("right")
    program = (
        put(left, x),
        put(right, plus(x, 16)),
        when(Bits(Read(look), 0x40, "any"), Swap(left, right)),
        put(at(xs, 0), left),
        put(at(xs, 1), right),
        put(at(xs, 2), left),
        put(at(xs, 3), right),
        put(at(ys, 0), y),
        put(at(ys, 1), y),
        put(at(ys, 2), plus(y, 16)),
        put(at(ys, 3), plus(y, 16)),
        put(at(tiles, 0), tile),
        put(at(tiles, 1), plus(tile, 2)),
        put(at(tiles, 2), plus(tile, 0x20)),
        put(at(tiles, 3), plus(tile, 0x22)),
        Each((attributes,), (put(Here(attributes), look),)),
    )
    return program, (
        f"Build a 32x32 figure from four 16x16 sprites at {xs.address} (entries x, y, tile, attributes): position byte[{x.address}], byte[{y.address}]; tiles t, t + 2, t + $20, t + $22 (t = byte[{tile.address}]) for top left, top right, bottom left, bottom right; right ones 16 further, lower ones 16 down, all modulo 256. Each gets the attributes in {look.address}; if bit 6 of them is set (h-flip), the x of left and right change places.",
        f"2x2 big sprites -> 4 OAM entries {xs.address}: base {x.address}, {y.address}, tile {tile.address} (+2 right, +$20 below), attr {look.address}; h-flip ($40) exchanges the columns' x. Bytes wrap.",
        f"l, r = x, x + 16 (swapped if a & $40); entries (l, y, t), (r, y, t+2), (l, y+16, t+$20), (r, y+16, t+$22), each with a; x {x.address}, y {y.address}, t {tile.address}, a {look.address}; out {xs.address}, 4 bytes an entry.",
        f"My knight takes four large sprites, written to the first four entries of the buffer {xs.address}. His corner is at ({x.address}, {y.address}), his first tile in {tile.address}; the others come 2 to the right and two tile rows ($20) below, as always in VRAM. Byte 3 of all four is {look.address}. When it flips him horizontally, the tiles that normally stand left must stand right.",
    )


def sprites_in_box(draw: Drawer) -> Made:
    count = draw.one(4, 8, 12, 16)
    xs, ys, _, attributes = sprite_buffer(draw, count)
    left, top, found = draw.variable(8), draw.variable(8), draw.variable(8)
    wide, high, palette = draw.one(32, 48, 64), draw.one(24, 32, 64), draw.rng.randrange(8)
    program = (
        put(found, 0),
        Each(
            (xs, ys, attributes),
            (
                when(
                    Both(
                        check(minus(Here(xs), left), "<", wide),
                        check(minus(Here(ys), top), "<", high),
                    ),
                    put(Here(attributes), joined(masked(Here(attributes), 0xF1), palette << 1)),
                    more(found),
                ),
            ),
        ),
    )
    return program, (
        f"Recolour the sprites in a spotlight: of {count} OAM entries at {xs.address}, each whose x is 0 to {wide - 1} right of byte[{left.address}] and whose y is 0 to {high - 1} below byte[{top.address}] (differences modulo 256) gets palette {palette} (bits 1-3 of the attributes). Count them in {found.address}.",
        f"{count} sprites {xs.address}: (x - byte[{left.address}]) & $FF < {wide} and (y - byte[{top.address}]) & $FF < {high} -> palette {palette}; number -> {found.address}.",
        f"n = 0; for each of {count} records (x, y, tile, attr) at {xs.address}: if x - l < {wide} and y - t < {high} (8-bit, unsigned): attr = attr & $F1 | ${palette << 1:02X}, ++n; l {left.address}, t {top.address}, n -> {found.address}.",
        f"A beam of light, {wide} pixels wide and {high} high, has its corner at ({left.address}, {top.address}) and may hang over the screen's edge, where coordinates wrap. Everybody of the {count} sprites in the buffer {xs.address} whose position is inside is to be drawn with sprite palette {palette}. And how many are caught? -> {found.address}.",
    )


def high_bits_of_one(draw: Drawer) -> Made:
    table = draw.array(8, draw.one(4, 8, 16, 32))
    number, big, ninth = draw.variable(8, below=table.length * 4), draw.variable(8), draw.variable(8)
    shifts = Table("PairMaskTable", "mask", (0x03, 0x0C, 0x30, 0xC0))
    own = Algorithms(draw).own
    pair = own("pair")
    program = (
        put(pair, masked(at(table, Shifted(Read(number), "right", 2)), at(shifts, masked(number, 3)))),
        put(ninth, either(Bits(Read(pair), 0x55, "any"), 1, 0)),
        put(big, either(Bits(Read(pair), 0xAA, "any"), 1, 0)),
    )
    return program, (
        f"Read what the OAM high table ({table.length} bytes at {table.address}) says of sprite byte[{number.address}] (below {table.length * 4}): two bits a sprite, four sprites a byte, lowest first. The lower bit (x bit 8) goes to {ninth.address}, the upper (size) to {big.address}, as 0 or 1.",
        f"Sprite {number.address} (< {table.length * 4}): x8 -> {ninth.address}, size -> {big.address} (0/1) from the OAM high table at {table.address}.",
        f"p = h[n >> 2] >> 2 * (n & 3) & 3; byte[{ninth.address}] = p & 1; byte[{big.address}] = p >> 1. n = byte[{number.address}] < {table.length * 4}, h = {table.length} bytes {table.address}.",
        f"Given a sprite's number in {number.address} (it exists), I'd like to know whether it is a large one and whether it hangs out to the left, that is, its size bit and its ninth x bit. Both are in the copy of OAM's second table, {table.length} bytes from {table.address}. Answers as 1 or 0: large -> {big.address}, ninth bit -> {ninth.address}.",
    )


def hide_by_high_table(draw: Drawer) -> Made:
    table = draw.array(8, draw.one(1, 2, 4, 8))
    pattern = draw.one(0x55, 0x55, 0xAA)
    clear = draw.maybe(0.5)
    shown, changed = draw.variable(8), draw.variable(8)
    program = (
        put(changed, 0),
        when(check(shown, "!=", 0), Stop()),
        Each(
            (table,),
            (
                when(
                    check(masked(Here(table), pattern), "!=", 0 if clear else pattern),
                    put(Here(table), masked(Here(table), 0xFF - pattern) if clear else joined(Here(table), pattern)),
                    more(changed),
                ),
            ),
        ),
    )
    what = "x bit 8" if pattern == 0x55 else "size bit"
    to = "clear" if clear else "set"
    changed_byte = f"b & ${0xFF - pattern:02X}" if clear else f"b | ${pattern:02X}"
    return program, (
        f"If byte[{shown.address}] is 0, {to} the {what} of all {table.length * 4} sprites in the packed table at {table.address} ({table.length} {'byte' if table.length == 1 else 'bytes'}; {what} is the {'lower' if pattern == 0x55 else 'upper'} bit of each sprite's pair) and count the bytes that really change in {changed.address}. Otherwise only set {changed.address} to 0.",
        f"byte[{shown.address}] == 0: {to} {what} ({'even' if pattern == 0x55 else 'odd'} bits) in {table.length} bytes of OAM high table {table.address}; bytes altered -> {changed.address} (0 if not run).",
        f"n = 0; if !byte[{shown.address}]: for b in {table.length} bytes at {table.address}: c = {changed_byte}; if c != b: b = c, ++n; byte[{changed.address}] = n.",
        f"The group of {table.length * 4} sprites whose extra bits are packed at {table.address} is {'put back on its normal columns' if clear and pattern == 0x55 else 'changed as a whole'}: every {what} is to be {to}. That happens only while {shown.address} is zero. To know whether the table must be uploaded, leave in {changed.address} how many of its {table.length} byte(s) are different now.",
    )


def flicker_second_half(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16)
    half = count // 2
    _, ys, _, _ = sprite_buffer(draw, count)
    used, frame, hidden = draw.variable(8, below=count + 1), draw.variable(8), draw.one(0xE0, 0xF0, 0xF8)
    place = replace(Algorithms(draw).own("place"), below=count + 1)
    program = (
        more(frame),
        when(check(used, "<=", half), Stop()),
        put(place, 0),
        when(Bits(Read(frame), 1, "any"), put(place, half)),
        Repeat(Number(half), (put(at(ys, place), hidden), more(place))),
    )
    base = ys.address + -1
    return program, (
        f"Raise the frame counter {frame.address}. If more than {half} of the {count} sprites at {base} (4-byte OAM entries, byte[{used.address}] in use, at most {count}) are in use, hide half of them by setting their y to ${hidden:02X}: entries 0-{half - 1} if the new counter is even, {half}-{count - 1} if it is odd.",
        f"Flicker: ++byte[{frame.address}]; if byte[{used.address}] (0-{count}) > {half}: y = ${hidden:02X} for OAM entries 0..{half - 1} (even frame) or {half}..{count - 1} (odd). Buffer {base}.",
        f"f = ++byte[{frame.address}]; if n > {half}: for i < {half}: o[i + (f & 1 ? {half} : 0)].y = ${hidden:02X}; n = byte[{used.address}] <= {count}; o = records of 4 bytes at {base}.",
        f"When it gets crowded I show only one half of the sprites a frame. The count of sprites is in {used.address}; up to {half} nothing is hidden. Above that, take away the front {half} entries of the {count} at {base} on even frames and the back {half} on odd ones (move them to line ${hidden:02X}). The frame counter is {frame.address}; count it up first, every time.",
    )


def clip_left_edge(draw: Drawer) -> Made:
    x, low, high, visible = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    wide = draw.one(8, 16, 32)
    bit = draw.one(1, 2)
    program = (
        put(visible, 0),
        when(
            Either(check(x, "<", 0x100), check(x, ">", 0x10000 - wide)),
            put(low, Half(Read(x), False)),
            put(high, either(check(x, ">=", 0x100), bit, 0)),
            put(visible, 1),
        ),
    )
    return program, (
        f"A sprite {wide} pixels wide has its screen x in the word {x.address}, two's complement. If any of it is on the 256-pixel screen (x from {1 - wide} to 255), write the low byte to {low.address}, {bit} to {high.address} if x is negative, else 0, and 1 to {visible.address}. Otherwise only {visible.address} = 0.",
        f"OAM x for signed word {x.address}, width {wide}: {1 - wide} <= x <= 255 -> {low.address} = x & 255, {high.address} = x < 0 ? {bit} : 0, {visible.address} = 1; else {visible.address} = 0 only.",
        f"if {-wide} < x < 256: byte[{low.address}] = x, byte[{high.address}] = {bit} * (x < 0), byte[{visible.address}] = 1; else byte[{visible.address}] = 0. x = signed word[{x.address}].",
        f"Sprites should slide in smoothly from the left, so positions just below 0 must be drawn too. Where is one that is {wide} pixels wide? {x.address} is its signed 16-bit x on the screen. Not to be seen at all (its last column left of 0, or its first at 256 or beyond): put 0 in {visible.address} and no more. Else 1 there, the eight lower bits in {low.address}, and in {high.address} the value {bit} if the ninth bit is needed, 0 if not.",
    )


def stagger_equal_rows(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12)
    _, ys, _, _ = sprite_buffer(draw, count)
    own = Algorithms(draw).own
    before, step = own("previous"), draw.one(8, 16)
    moved = draw.variable(8)
    program = (
        put(moved, 0),
        put(before, 0xFF),
        Each(
            (ys,),
            (
                when(check(Here(ys), "==", before), more(Here(ys), step), more(moved)),
                put(before, Here(ys)),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Pull apart sprites that stand on the same line: in the {count} OAM entries at {base}, from the first on, a y equal to the (possibly already changed) y of the entry before grows by {step}, modulo 256. The first one's predecessor counts as $FF. Number of moved ones to {moved.address}.",
        f"p = $FF; for {count} sprites {base}: if y == p: y += {step}, ++n; p = y. n (from 0) -> byte {moved.address}.",
        f"{count} OAM entries {base}: y same as preceding entry's (updated) y -> y + {step} (byte wraps), first compares with $FF; count -> {moved.address}.",
        f"Coins dropped at once lie exactly over each other. Go through the {count} sprites of the buffer {base} in order and whenever one has the line of its forerunner, put it {step} lines lower; the next is then compared with the new line. For the first, imagine line $FF in front. How many were moved belongs at {moved.address}.",
    )


def meta_sprite_from_list(draw: Drawer) -> Made:
    parts = draw.array(8, draw.one(3, 4, 6, 8))
    dx, dy = draw.array(8, parts.length), draw.array(8, parts.length)
    count = parts.length
    xs, ys, tiles, _ = sprite_buffer(draw, count)
    x, y = draw.variable(8), draw.variable(8)
    end = draw.one(0xFF, 0x00, 0x80)
    shown, place = draw.variable(8), replace(Algorithms(draw).own("place"), below=count + 1)
    program = (
        put(place, 0),
        Each(
            (parts, dx, dy),
            (
                when(check(Here(parts), "==", end), Stop()),
                put(at(tiles, place), Here(parts)),
                put(at(xs, place), plus(x, Here(dx))),
                put(at(ys, place), plus(y, Here(dy))),
                more(place),
            ),
        ),
        put(shown, place),
    )
    return program, (
        f"Unfold a metasprite: up to {count} parts have a tile (bytes {parts.address}), an x offset ({dx.address}) and a y offset ({dy.address}). A tile of ${end:02X} ends the list. Part by part write the OAM entries at {xs.address}: x = byte[{x.address}] + offset, y = byte[{y.address}] + offset (modulo 256), tile; attributes stay. Parts written go to {shown.address}.",
        f"Metasprite -> OAM {xs.address}: tiles {parts.address}, dx {dx.address}, dy {dy.address}, max {count}, end at tile ${end:02X}; origin {x.address}/{y.address}; attr bytes untouched; count -> {shown.address}.",
        f"for n < {count} while t[n] != ${end:02X}: o[n].x = byte[{x.address}] + dx[n], o[n].y = byte[{y.address}] + dy[n], o[n].tile = t[n]; byte[{shown.address}] = how many. t {parts.address}, dx {dx.address}, dy {dy.address}; o: 4-byte records {xs.address}.",
        f"A figure is described by three parallel lists: pictures from {parts.address}, distances to the right from {dx.address} and downward from {dy.address}, all bytes, no more than {count}, and picture ${end:02X} is where it stops. The figure stands at ({x.address}, {y.address}). Put its sprites into the buffer at {xs.address} from entry 0 on (fourth bytes are somebody else's), and their number into {shown.address}. Bytes wrap.",
    )


def least_used_plane(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16)
    attributes = sprite_buffer(draw, count)[3]
    counts, choice = draw.array(8, 4), draw.variable(8)
    plane = replace(Algorithms(draw).own("plane"), below=4)
    program = (
        Fill(counts, Number(0)),
        Each((attributes,), (put(plane, Field(Read(Here(attributes)), 4, 2)), more(at(counts, plane)))),
        put(choice, Extreme("min", counts, index=True)),
    )
    base = attributes.address + -3
    return program, (
        f"Count how many of the {count} OAM entries at {base} have each priority (bits 4-5 of byte 3), in the four bytes at {counts.address}, and store the priority with the fewest at {choice.address}, the lowest of equals.",
        f"c[p] = number of sprites ({count} at {base}) with priority p; c -> 4 bytes {counts.address}; argmin (first) -> {choice.address}.",
        f"Sprite planes of {count} x 4 bytes {base}: histogram of (attr >> 4) & 3 to {counts.address}; emptiest plane to {choice.address}.",
        f"Where is there the most room for another sprite? Look at the priorities of all {count} entries in {base}'s buffer (x, y, tile, vhoopppc), note how many each of the four has in {counts.address} and the following bytes, and write the number of the one with the least to {choice.address}; when two are equally empty the smaller number.",
    )


def average_row(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16)
    _, ys, _, _ = sprite_buffer(draw, count)
    middle, above = draw.variable(8), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    shift = count.bit_length() - 1
    program = (
        put(total, Fold("sum", ys, Widened(Read(Here(ys))))),
        put(middle, Half(Shifted(Read(total), "right", shift), False)),
        put(above, Count(ys, check(Here(ys), "<", middle))),
    )
    base = ys.address + -1
    return program, (
        f"Average the y of the {count} OAM entries at {base} (second bytes; exact sum, quotient rounded down), store it at {middle.address}, and count at {above.address} how many sprites have a smaller y than that.",
        f"{count} sprites {base}: mean y -> {middle.address} (floor), number with y < mean -> {above.address}.",
        f"m = sum(y) / {count} (floor); byte[{middle.address}] = m; byte[{above.address}] = #{{y < m}}. y: byte 1 of {count} 4-byte records at {base}.",
        f"My camera keeps the crowd in the middle. For that I need the mean line of the {count} sprites in the buffer {base} (whole lines, no rounding up) in {middle.address}, and, for leaning up or down, how many of them stand above it (strictly) in {above.address}.",
    )


def blink_by_own_timer(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    _, ys, _, _ = sprite_buffer(draw, count)
    timers, homes = draw.array(8, count), draw.array(8, count)
    bit, hidden = draw.one(1, 2, 4, 8), draw.one(0xF0, 0xE0)
    program = (
        Each(
            (ys, timers, homes),
            (
                put(Here(ys), Here(homes)),
                when(
                    check(Here(timers), "!=", 0),
                    when(Bits(Read(Here(timers)), bit, "any"), put(Here(ys), hidden)),
                    less(Here(timers)),
                ),
            ),
        ),
    )
    base = ys.address + -1
    return program, (
        f"Let hurt ones blink: {count} characters have a timer (bytes {timers.address}) and a line (bytes {homes.address}). The y in OAM entry n ({base}, 4 bytes each) becomes its line, but ${hidden:02X} if its timer has bit {bit:#x} set; then a timer that isn't 0 falls by 1.".replace(
            "0x", "$"
        ),
        f"for n < {count}: y[n] = (t[n] & {bit}) ? ${hidden:02X} : h[n]; if t[n]: --t[n]. y: OAM {base} + 4n + 1; t {timers.address}; h {homes.address}.",
        f"Blinking, {count} sprites of {base}: y from {homes.address}, hidden at ${hidden:02X} while timer ({timers.address}) & {bit} is nonzero; timers run down to 0 afterwards.",
        f"Each of my {count} fighters owns one hardware sprite (buffer {base}, entry = fighter), a resting line in {homes.address} and a byte of invulnerability in {timers.address}. Put every sprite on its line; those whose invulnerability, as it is now, has the bit of value {bit} set are sent to ${hidden:02X}, off the screen. Afterwards invulnerability goes down one, stopping at zero.",
    )


RECIPES = (
    compact_visible,
    topmost_visible,
    sprite_behind_hero,
    merge_two_lists,
    shot_from_muzzle,
    big_sprite_of_four,
    sprites_in_box,
    high_bits_of_one,
    hide_by_high_table,
    flicker_second_half,
    clip_left_edge,
    stagger_equal_rows,
    meta_sprite_from_list,
    least_used_plane,
    average_row,
    blink_by_own_timer,
)
