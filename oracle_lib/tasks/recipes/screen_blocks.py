"""Maps by blocks and screens: columns of metatiles, scrolling seams, regions, doors, layers and what moves over them."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Half,
    Here,
    If,
    Index,
    Joined,
    Number,
    Read,
    Report,
    Saturating,
    Shifted,
    Stop,
    Table,
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
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def seam_to_draw(draw: Drawer) -> Made:
    camera, before, column, side = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    now, old = own("now", 16), own("old", 16)
    wide = draw.one(32, 33)
    program = (
        put(side, 0),
        put(now, Shifted(Read(camera), "right", 3)),
        put(old, Shifted(Read(before), "right", 3)),
        put(before, camera),
        when(check(now, "==", old), Stop()),
        If(
            check(now, ">", old),
            (put(side, 1), put(column, Half(plus(now, wide), False))),
            (put(side, 2), put(column, Half(Read(now), False))),
        ),
        put(column, masked(column, 63)),
    )
    return program, (
        f"Which column of tiles must be drawn after the camera moved? Compare word[{camera.address}] / 8 with word[{before.address}] / 8 (unsigned, rounded down) and store the camera at {before.address}. Equal: {side.address} = 0. Further right: {side.address} = 1 and {column.address} = (new + {wide}) & 63. Further left: {side.address} = 2 and {column.address} = new & 63.",
        f"n = c >> 3, o = b >> 3; b = c; n > o: side 1, col = (n + {wide}) & 63; n < o: side 2, col = n & 63; same: side 0 only. c word {camera.address}, b word {before.address}, side {side.address}, col {column.address}.",
        f"Scroll seam, 64-column map: camera x {camera.address}, previous {before.address} (updated); moved into a new 8-pixel column rightwards -> 1 and the column {wide} further; leftwards -> 2 and the camera's own; else 0, column unchanged. Side -> {side.address}, column (0-63) -> {column.address}.",
        f"As the camera scrolls, one column of the background has to be renewed whenever a tile border is crossed. {camera.address} is where the camera is in pixels, {before.address} where it was at the last call (note the new place there). No border crossed: 0 to {side.address}. Crossed to the right: 1, and the column to draw is {wide} columns to the right of the camera's. To the left: 2, and it is the camera's tile column itself. The background has 64 columns and repeats; the column goes to {column.address}.",
    )


def block_column_to_words(draw: Drawer) -> Made:
    high = draw.one(4, 6, 8)
    blocks = draw.array(8, high)
    out = draw.array(16, 2 * high)
    right, attribute = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, tile = replace(own("place"), below=2 * high - 1), own("tile", 16)
    program = (
        put(place, 0),
        Each(
            (blocks,),
            (
                put(tile, Shifted(Widened(masked(Here(blocks), 0x3F)), "left", 2)),
                when(check(right, "!=", 0), more(tile)),
                put(tile, joined(tile, Joined(Read(attribute), Number(0)))),
                put(at(out, place), tile),
                put(at(out, plus(place, 1)), plus(tile, 2)),
                more(place, 2),
            ),
        ),
    )
    return program, (
        f"Expand a column of {high} blocks (bytes {blocks.address}) to {2 * high} map words at {out.address}: block b has the tiles 4b (top left), 4b + 1 (top right), 4b + 2, 4b + 3 (bottom), with b = the byte's low six bits. Take the left tiles, or the right ones if byte[{right.address}] isn't 0; the high byte of each word is byte[{attribute.address}].",
        f"for i < {high}: t = (b[i] & 63) * 4 + (byte[{right.address}] ? 1 : 0); w[2i] = a << 8 | t, w[2i + 1] = a << 8 | t + 2. b {blocks.address}, w {out.address}, a = byte[{attribute.address}].",
        f"{high} metatiles {blocks.address} (number & 63; tiles 4n..4n+3 = TL TR BL BR) -> {2 * high} words {out.address}, column left/right by {right.address} (0 / nonzero), attribute byte {attribute.address} on top.",
        f"The level is made of 16x16 blocks, but VRAM columns are 8 pixels wide. For the block column at {blocks.address} ({high} blocks from top to bottom, numbers in the lower six bits) build the map words of its left or, with {right.address} nonzero, right half at {out.address}, two per block. A block's four tiles follow each other in VRAM from 4 times its number on: upper left, upper right, lower left, lower right. {attribute.address} goes into the upper byte of all words.",
    )


def solid_below_feet(draw: Drawer) -> Made:
    row = draw.array(8, 16)
    x, right = draw.variable(8), draw.variable(8)
    wide = draw.one(8, 10, 12, 14)
    own = Algorithms(draw).own
    one, two = own("left cell"), own("right cell")
    solid = draw.one(0x20, 0x40, 0x80)
    program = (
        put(one, Shifted(Read(x), "right", 4)),
        put(two, Shifted(Saturating("add", Read(x), Number(wide - 1), 255), "right", 4)),
        put(right, 0),
        when(check(at(row, one), ">=", solid), put(right, 1)),
        when(check(at(row, two), ">=", solid), put(right, joined(right, 2))),
    )
    return program, (
        f"Look at the ground under a walker {wide} pixels wide whose left edge is byte[{x.address}]: the 16 blocks of the row at {row.address} are 16 pixels wide each, solid from ${solid:02X} on. {right.address} gets bit 0 if the block under the left edge is solid and bit 1 if the one under the right edge (x + {wide - 1}, at most 255) is.",
        f"byte[{right.address}] = (r[x >> 4] >= ${solid:02X}) | (r[min(x + {wide - 1}, 255) >> 4] >= ${solid:02X}) << 1; x byte {x.address}, r 16 bytes {row.address}.",
        f"Ground probes: x {x.address}, width {wide}, block row {row.address} (16 blocks of 16 px, >= ${solid:02X} solid): left probe -> bit 0, right probe (clamped to 255) -> bit 1 of {right.address}.",
        f"May he fall? My hero stands with his left foot at pixel {x.address} and his right foot {wide - 1} pixels further (but never beyond pixel 255). Below him is a row of sixteen blocks, {row.address} ff., each 16 pixels long; numbers from ${solid:02X} up carry weight. Tell me in {right.address} who stands firmly: 1 the left foot, 2 the right, 3 both, 0 neither.",
    )


def rooms_joined_on_grid(draw: Drawer) -> Made:
    wide, high = draw.one((4, 4), (8, 4), (5, 5), (6, 3))
    exits = draw.array(8, wide * high)
    room, way, result = draw.variable(8, below=wide * high), draw.variable(8, below=4), draw.variable(8)
    masks = Table("ExitTable", "exit bit", (1, 2, 4, 8))
    moves = Table("MoveTable", "step", ((256 - wide) & 0xFF, wide, 0xFF, 1))
    program = (
        put(result, room),
        when(
            check(masked(at(exits, room), at(masks, way)), "!=", 0),
            put(result, plus(room, at(moves, way))),
            when(check(result, ">=", wide * high), put(result, room)),
        ),
        Report(check(result, "!=", room)),
    )
    return program, (
        f"Leave a room: {wide * high} rooms in rows of {wide} have exit bits (bytes {exits.address}): bit 0 up, 1 down, 2 left, 3 right. From room byte[{room.address}] (in range) in direction byte[{way.address}] (0 up, 1 down, 2 left, 3 right): with the exit bit set the new number is {wide} less, {wide} more, 1 less or 1 more; if it isn't below {wide * high} (8-bit wrapping), or without the exit, it is the old one. Store it at {result.address}; carry set if it is another room.",
        f"n = e[r] >> d & 1 ? (r + [-{wide}, {wide}, -1, 1][d]) & $FF : r; n >= {wide * high}: n = r; byte[{result.address}] = n; C = n != r. e {exits.address}, r byte {room.address} < {wide * high}, d byte {way.address} < 4.",
        f"{wide}x{high} room grid {exits.address} (exit bits U1 D2 L4 R8), room {room.address}, direction {way.address} (0-3 = U D L R) -> new room {result.address}, unchanged if shut or off the map; C = moved. Left/right don't check the row's end.",
        f"A maze of {wide * high} rooms, numbered row by row with {wide} in a row. Where one can get out of a room is in its byte from {exits.address} on: 1 upward, 2 downward, 4 to the left, 8 to the right. The hero in room {room.address} wants to go up (0), down (1), left (2) or right (3), as {way.address} says. Is there an exit, his room changes by {wide} or 1 accordingly (from a row's end simply to the next number), unless this leads out of the maze. New room to {result.address}, carry set if he moved.",
    )


def tile_under_sprite_point(draw: Drawer) -> Made:
    room = draw.array(8, 128)
    x, y, kind = draw.variable(8), draw.variable(8, below=128), draw.variable(8)
    dx, dy = draw.one((8, 8), (4, 12), (7, 15), (0, 15))
    cell = replace(Algorithms(draw).own("cell"), below=128)
    program = (
        put(
            cell,
            joined(
                masked(plus(y, dy), 0x70),
                Shifted(plus(x, dx), "right", 4),
            ),
        ),
        put(kind, at(room, cell)),
        Report(Bits(Read(kind), 0x80, "any")),
    )
    return program, (
        f"Fetch the block under the point ({dx}, {dy}) of a sprite at byte[{x.address}], byte[{y.address}] (y below 128): the room has 8 rows of 16 blocks of 16x16 pixels, a byte each at {room.address}. The coordinates wrap at the room's edges (x at 256, y at 128). Block to {kind.address}; carry = its bit 7.",
        f"byte[{kind.address}] = m[((y + {dy}) & $70) | ((x + {dx}) & $FF) >> 4]; C = bit 7 of it. m {room.address} (128 bytes), x {x.address}, y {y.address} < 128.",
        f"16x8 block map {room.address}, point = ({x.address} + {dx}, {y.address} + {dy}) in pixels, wrapping at 256 and 128; block -> {kind.address}, solid flag (bit 7) -> carry. y < 128.",
        f"What is my hero standing on? He is at pixel ({x.address}, {y.address}), the latter less than 128, and the decisive point lies {dx} right of and {dy} below that. The room of 256x128 pixels, which closes in on itself at its borders, is kept as 16x8 blocks from {room.address} row by row. Put the block there into {kind.address} and return its highest bit, 'solid', in the carry.",
    )


def region_bits_of_cell(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    lefts, rights = draw.array(8, count), draw.array(8, count)
    tops, bottoms = draw.array(8, count), draw.array(8, count)
    x, y, mask, first = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    inside = Both(
        Both(check(Here(lefts), "<=", x), check(Here(rights), ">=", x)),
        Both(check(Here(tops), "<=", y), check(Here(bottoms), ">=", y)),
    )
    program = (
        put(mask, 0),
        put(first, 0xFF),
        put(bit, 1),
        Each(
            (lefts, rights, tops, bottoms),
            (
                when(
                    inside,
                    put(mask, joined(mask, bit)),
                    when(check(first, "==", 0xFF), put(first, Index())),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"In which of {count} rectangles is cell (byte[{x.address}], byte[{y.address}])? Their borders, all inclusive, are the bytes at {lefts.address} (left), {rights.address} (right), {tops.address} (top), {bottoms.address} (bottom). Set bit n of {mask.address} for each rectangle n that contains it; {first.address} gets the lowest such n or $FF.",
        f"m = OR of 1 << i where l[i] <= x <= r[i] and t[i] <= y <= b[i], i < {count}; m -> {mask.address}, lowest i or $FF -> {first.address}; x {x.address}, y {y.address}; l {lefts.address}, r {rights.address}, t {tops.address}, b {bottoms.address} (bytes).",
        f"Zones containing ({x.address}, {y.address}): {count} inclusive boxes L {lefts.address} R {rights.address} T {tops.address} B {bottoms.address}; bit mask -> {mask.address}, first zone -> {first.address} ($FF none).",
        f"The world map has {count} zones for music and weather, which may overlap. A zone reaches from column ({lefts.address}) to column ({rights.address}) and from row ({tops.address}) to row ({bottoms.address}), a byte per zone in each list, borders included. For the hero's cell, column {x.address} and row {y.address}, I need all zones as bits in {mask.address} (zone 0 is bit 0) and the first one by number in {first.address}, where $FF says open country.",
    )


def door_pairs(draw: Drawer) -> Made:
    ones, others = draw.slots(8, 8)
    place, found = draw.variable(8), draw.variable(8)
    program = (
        put(found, 0),
        Each(
            (ones, others),
            (
                when(check(Here(ones), "==", place), put(place, Here(others)), put(found, 1), Stop()),
                when(check(Here(others), "==", place), put(place, Here(ones)), put(found, 1), Stop()),
            ),
        ),
    )
    return program, (
        f"Go through a door: {ones.length} doors join the place in the list at {ones.address} with the one at the same index at {others.address} (bytes). If byte[{place.address}] is at either end of a door, it becomes the other end and {found.address} becomes 1; the first door counts, its first-list end before the second. No door: {found.address} = 0.",
        f"for i < {ones.length}: p == a[i] -> p = b[i]; p == b[i] -> p = a[i]; stop at the first hit. a {ones.address}, b {others.address}, p byte {place.address}; hit 1/0 -> {found.address}.",
        f"Two-way door table {ones.address} <-> {others.address} ({ones.length} pairs of bytes): move {place.address} to the partner, {found.address} = 1, or 0 if it has none.",
        f"Pipes lead both ways. The {ones.length} pipes' upper ends are the places listed from {ones.address}, their lower ends those from {others.address}, in the same order. If the hero's place {place.address} is an end of a pipe, send him to its other end (should several pipes fit, use the first) and put 1 into {found.address}; if he isn't at a pipe, put 0 there and leave him.",
    )


def layers_of_room(draw: Drawer) -> Made:
    floor, walls = draw.slots(8, 8)
    out = draw.array(8, floor.length)
    see_through, hidden = draw.one(0, 0xFF), draw.variable(8)
    program = (
        put(hidden, 0),
        Each(
            (floor, walls, out),
            (
                If(
                    check(Here(walls), "==", see_through),
                    (put(Here(out), Here(floor)),),
                    (
                        put(Here(out), Here(walls)),
                        when(check(Here(floor), "!=", see_through), more(hidden)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Merge two layers of {floor.length} blocks: the upper at {walls.address} covers the lower at {floor.address} except where it is ${see_through:02X}. The result goes to {out.address}; {hidden.address} counts the lower blocks that are covered and are not ${see_through:02X} themselves.",
        f"o[i] = u[i] == ${see_through:02X} ? l[i] : u[i]; n = #{{u[i] != ${see_through:02X} != l[i]}}; {floor.length} bytes: u {walls.address}, l {floor.address}, o {out.address}; n -> {hidden.address}.",
        f"Flatten layers (upper {walls.address}, lower {floor.address}, hole ${see_through:02X}, {floor.length} bytes) -> {out.address}; really hidden lower blocks -> {hidden.address}.",
        f"A room row exists twice, as floor ({floor.address}) and as what stands on it ({walls.address}), {floor.length} bytes each, ${see_through:02X} being nothing in both. The collision row at {out.address} takes what stands there, and the floor where nothing does. Count in {hidden.address} at how many places both have something.",
    )


def push_block_along(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 12, 16))
    place, forward, pushed = draw.variable(8, below=row.length), draw.variable(8), draw.variable(8)
    floor = draw.rng.randrange(4, 0x40)
    goal = Algorithms(draw).own("goal")
    program = (
        put(pushed, 0),
        put(goal, either(check(forward, "!=", 0), plus(place, 1), minus(place, 1))),
        when(
            check(goal, "<", row.length),
            when(
                check(at(row, goal), "<", floor),
                put(at(row, goal), at(row, place)),
                put(at(row, place), 0),
                put(place, goal),
                put(pushed, 1),
            ),
        ),
    )
    return program, (
        f"Push the block at index byte[{place.address}] (in range) of the {row.length} cells at {row.address} one cell on: forward (index + 1) if byte[{forward.address}] isn't 0, else back (index - 1). If that cell exists and its value is below ${floor:02X}, it takes the block's value, the old cell becomes 0, the index moves along and {pushed.address} is 1. Otherwise {pushed.address} is 0.",
        f"q = f ? p + 1 : p - 1; 0 <= q < {row.length} and r[q] < ${floor:02X}: r[q] = r[p], r[p] = 0, p = q, ok = 1; else ok = 0. r {row.address}, p {place.address} (< {row.length}), f {forward.address}, ok {pushed.address} (bytes).",
        f"Sokoban on a row {row.address} ({row.length} bytes): block at {place.address}, direction {forward.address} (0 back, else forward), free cells are < ${floor:02X}; done 1/0 -> {pushed.address}; old cell cleared, index follows.",
        f"The hero leans against a statue. It stands in cell {place.address} of its row ({row.length} cells from {row.address}; the cell is one of them) and would slide to the next higher cell, or to the next lower one when {forward.address} is zero. It does if there is such a cell with something passable in it, numbers under ${floor:02X}: the statue's number overwrites that, empty floor (0) stays behind, and {place.address} is updated. Did it slide? 1 or 0 to {pushed.address}.",
    )


def fog_around_hero(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(12, 16, 24))
    place, reach, seen = draw.variable(8, below=row.length), draw.one(1, 2, 3), draw.variable(8)
    bit = draw.one(0x80, 0x40)
    program = (
        put(seen, 0),
        Each(
            (row,),
            (
                when(
                    Both(
                        check(Binary("distance", Index(), Read(place)), "<=", reach),
                        Bits(Read(Here(row)), bit, "any"),
                    ),
                    put(Here(row), masked(Here(row), 0xFF - bit)),
                    more(seen),
                ),
            ),
        ),
    )
    return program, (
        f"Lift the fog: in the row of {row.length} cells at {row.address}, bit ${bit:02X} means unseen. Clear it in the cells at most {reach} away from cell byte[{place.address}] (in range) and count in {seen.address} those where it was set.",
        f"n = 0; for i < {row.length}: if |i - p| <= {reach} and r[i] & ${bit:02X}: r[i] &= ${0xFF - bit:02X}, ++n. r {row.address}, p byte {place.address} < {row.length}, n -> {seen.address}.",
        f"Reveal cells p - {reach}..p + {reach} of {where(row)} (p = {place.address}, inside; clip at the ends): fog bit ${bit:02X} off; newly revealed -> {seen.address}.",
        f"On my overworld the hero sees {reach} cell(s) to either side. His cell of the current row is {place.address}; the row has {row.length} cells from {row.address}, which are still covered as long as ${bit:02X} is set in them. Uncover what he sees and put into {seen.address} how many cells he hadn't seen before.",
    )


def tide_line_of_columns(draw: Drawer) -> Made:
    heights = draw.array(8, draw.one(8, 12, 16))
    level, wet, mask = draw.variable(8), draw.variable(8), draw.variable(16)
    bit = Algorithms(draw).own("bit", 16)
    deepest = draw.variable(8)
    program = (
        put(wet, 0),
        put(mask, 0),
        put(deepest, 0),
        put(bit, 1),
        Each(
            (heights,),
            (
                when(
                    check(Here(heights), "<", level),
                    more(wet),
                    put(mask, joined(mask, bit)),
                    put(deepest, Binary("max", Read(deepest), minus(level, Here(heights)))),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Flood a landscape of {heights.length} columns (ground heights, bytes at {heights.address}) to level byte[{level.address}]: a column lower than the level is under water. Count them in {wet.address}, set bit n of the word {mask.address} for each such column n, and store the greatest depth (level - height) at {deepest.address}, 0 if all is dry.",
        f"for i < {heights.length}: h[i] < L: ++n, m |= 1 << i, d = max(d, L - h[i]). L = byte[{level.address}], h {heights.address}; n -> {wet.address}, m -> word {mask.address}, d -> {deepest.address}; all start at 0.",
        f"Water level {level.address} over heights {where(heights)}: wet columns: number {wet.address}, mask {mask.address} (word, column 0 = bit 0), maximum depth {deepest.address}.",
        f"At high tide the beach is flooded up to {level.address}. Its profile is a list of {heights.length} heights from {heights.address}. Whatever is below the water's level gets wet: I'd like to know how many columns ({wet.address}), which ones as bits from the lowest up (16 bits, {mask.address}), and how deep the deepest water is ({deepest.address}; zero on a dry beach).",
    )


def border_of_open_cells(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 12, 16, 20))
    first, starts, ends = draw.rng.randrange(0x40, 0xC0), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    before, now = own("before"), own("now")
    left, right = draw.rng.sample(range(1, 0x40), 2)
    out = draw.array(8, row.length)
    program = (
        put(before, 0),
        put(starts, 0),
        put(ends, 0),
        Each(
            (row, out),
            (
                put(now, either(check(Here(row), ">=", first), 1, 0)),
                put(Here(out), 0),
                when(check(now, ">", before), put(Here(out), left), more(starts)),
                when(check(now, "<", before), put(Here(out), right), more(ends)),
                put(before, now),
            ),
        ),
    )
    return program, (
        f"Mark where cliffs begin and end in a row of {row.length} cells at {row.address} (cliff: ${first:02X} or more). The bytes at {out.address} become ${left:02X} where a cliff cell follows a non-cliff one, ${right:02X} where a non-cliff one follows a cliff, else 0. In front of the row there is no cliff. Count the beginnings in {starts.address}, the ends in {ends.address}.",
        f"c[i] = r[i] >= ${first:02X}, c[-1] = 0; o[i] = ${left:02X} if c[i] > c[i-1], ${right:02X} if c[i] < c[i-1], else 0; counts -> {starts.address}, {ends.address}; {row.length} bytes, r {row.address}, o {out.address}.",
        f"Edges of {where(row)} at threshold ${first:02X}: rising = ${left:02X}, falling = ${right:02X}, none = 0 -> {out.address}; number of rising {starts.address}, falling {ends.address}; starts low.",
        f"The coast is drawn over the map as a layer of its own. For a row of {row.length} cells ({row.address}), land being ${first:02X} and above and sea anything less, with sea before the first cell: the layer's cell at {out.address} is ${left:02X} on a land cell directly behind sea, ${right:02X} on a sea cell directly behind land, and 0 elsewhere. I also want the number of both kinds: {starts.address} for land beginning, {ends.address} for land ending (one that goes on beyond the row doesn't end).",
    )


RECIPES = (
    seam_to_draw,
    block_column_to_words,
    solid_below_feet,
    rooms_joined_on_grid,
    tile_under_sprite_point,
    region_bits_of_cell,
    door_pairs,
    layers_of_room,
    push_block_along,
    fog_around_hero,
    tide_line_of_columns,
    border_of_open_cells,
)
