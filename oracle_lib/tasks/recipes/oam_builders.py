"""Sprite lists put together: orders, budgets, sizes, bars, rows, trails, priorities and what is left of them."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Bits,
    Both,
    Each,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Table,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import sprite_buffer
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
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def order_by_line(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(4, 5, 6, 8))
    order = draw.array(8, lines.length)
    own = Algorithms(draw).own
    place, other, rank = (replace(own(name), below=lines.length + 1) for name in ("place", "other", "rank"))
    lower_first = draw.maybe(0.5)
    relation = ">" if lower_first else "<"
    program = (
        put(place, 0),
        While(
            check(place, "<", lines.length),
            (
                put(rank, 0),
                put(other, 0),
                While(
                    check(other, "<", lines.length),
                    (
                        If(
                            check(at(lines, other), "==", at(lines, place)),
                            (when(check(other, "<", place), more(rank)),),
                            (
                                when(
                                    check(at(lines, other), ">" if lower_first else "<", at(lines, place)),
                                    more(rank),
                                ),
                            ),
                        ),
                        more(other),
                    ),
                ),
                put(at(order, rank), place),
                more(place),
            ),
        ),
    )
    n = lines.length
    first = "lowest on the screen (greatest y)" if lower_first else "highest on the screen (least y)"
    return program, (
        f"Make a drawing order for {n} objects whose y is in the bytes at {lines.address}: the bytes at {order.address} list their numbers, the one {first} first; of equal ones the smaller number comes first.",
        f"{order.address} = argsort of {n} y bytes {lines.address}, {'descending' if lower_first else 'ascending'}, stable.",
        f"o = sorted(range({n}), key=y{', reverse on y only' if lower_first else ''}), ties by number; an object's rank is how many have y {relation} its own, plus equal ones before it. y {lines.address}, o {order.address}, bytes.",
        f"Who stands nearer must be drawn in front, and in OAM the earlier entry is in front. There are {n} figures with their y at {lines.address}. Write the figures' numbers to {order.address} in the order of their entries, the {first} in front; if two stand on the same line the one with the lower number goes first.",
    )


def life_bar_over_head(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5)
    xs, ys, tiles, attributes = sprite_buffer(draw, count)
    x, y, life = draw.variable(8), draw.variable(8), draw.variable(8)
    full, empty, attribute = draw.rng.randrange(0x80), draw.rng.randrange(0x80, 0x100), draw.one(0x30, 0x32, 0x3A)
    per = draw.one(4, 8, 16)
    own = Algorithms(draw).own
    at_x, left = own("x now"), own("life left")
    program = (
        put(at_x, x),
        put(left, life),
        Each(
            (xs, ys, tiles, attributes),
            (
                put(Here(xs), at_x),
                put(Here(ys), minus(y, 8)),
                put(Here(attributes), attribute),
                If(
                    check(left, ">=", per),
                    (put(Here(tiles), full), less(left, per)),
                    (put(Here(tiles), empty), put(left, 0)),
                ),
                more(at_x, 8),
            ),
        ),
    )
    return program, (
        f"Draw a life bar of {count} sprites over an enemy at byte[{x.address}], byte[{y.address}]: OAM entries (x, y, tile, attributes) from {xs.address}, 8 pixels apart from the enemy's x on, 8 lines above its y (bytes wrap), attributes ${attribute:02X}. For every full {per} points of byte[{life.address}] a sprite has tile ${full:02X}, the others ${empty:02X}.",
        f"for i < {count}: o[i] = (x + 8i, y - 8, i < l / {per} ? ${full:02X} : ${empty:02X}, ${attribute:02X}); l / {per} rounded down; x {x.address}, y {y.address}, l {life.address}; o 4-byte records {xs.address}.",
        f"HP bar, {count} sprites at {xs.address}: start ({x.address}, {y.address} - 8), step 8 px, filled tile ${full:02X} per {per} HP of {life.address} (floor), else ${empty:02X}, attr ${attribute:02X}.",
        f"Above a hurt enemy hang {count} little pearls, one hardware sprite each, in the buffer from {xs.address} on. The first is straight over the enemy's position ({x.address}, {y.address}), eight lines higher, the others follow to the right at a distance of eight. A pearl stands for {per} points of life ({life.address}) and shines, tile ${full:02X}, only if it is complete; the rest is dull, tile ${empty:02X}. All have the attribute byte ${attribute:02X}.",
    )


def sprite_budget_by_kind(draw: Drawer) -> Made:
    kinds = draw.array(8, draw.one(6, 8, 12))
    sizes = Table("PartTable", "parts", tuple(draw.rng.choice((1, 1, 2, 4, 4, 6, 9)) for _ in range(4)))
    limit, shown, used = draw.one(10, 16, 20, 24), draw.variable(8), draw.variable(8)
    needed = Algorithms(draw).own("needed")
    program = (
        put(shown, 0),
        put(used, 0),
        Each(
            (kinds,),
            (
                put(needed, plus(at(sizes, masked(Here(kinds), 3)), used)),
                when(check(needed, "<=", limit), put(used, needed), more(shown)),
            ),
        ),
    )
    told = ", ".join(map(str, sizes.values))
    return program, (
        f"Of {kinds.length} objects (kind: low two bits of the bytes at {kinds.address}) each needs {told} hardware sprites by kind 0 to 3. In list order accept every object that still fits into {limit} sprites altogether; one that doesn't is passed over. Accepted objects: {shown.address}; sprites used: {used.address}.",
        f"u = n = 0; for k in {where(kinds)}: c = [{told}][k & 3]; if u + c <= {limit}: u += c, ++n. n -> {shown.address}, u -> {used.address}.",
        f"Greedy OAM budget of {limit}: objects {kinds.address} ({kinds.length}, kind & 3), cost {told}; skip what doesn't fit, go on with the next; count {shown.address}, total {used.address}.",
        f"No more than {limit} sprites are left for monsters. The {kinds.length} monsters of the room are given by bytes from {kinds.address}, whose lowest two bits are the kind; a monster is built of {told} sprites, depending on that. Admit them one after the other, leaving out whoever would break the limit though a smaller one behind him may still get in. How many got in ({shown.address}), and how many sprites do they take ({used.address})?",
    )


def nearest_free_palette(draw: Drawer) -> Made:
    users = draw.array(8, 8)
    wanted, result = draw.variable(8, below=8), draw.variable(8)
    own = Algorithms(draw).own
    place = replace(own("place"), below=8)
    program = (
        put(place, wanted),
        put(result, 0xFF),
        Repeat(
            Number(8),
            (
                when(
                    Both(check(result, "==", 0xFF), check(at(users, place), "==", 0)),
                    put(result, place),
                ),
                put(place, masked(plus(place, 1), 7)),
            ),
        ),
        when(check(result, "!=", 0xFF), more(at(users, result))),
    )
    return program, (
        f"Reserve a sprite palette: the eight bytes at {users.address} count each palette's users. Starting with palette byte[{wanted.address}] (0-7) and going upward, after 7 to 0, take the first without users, set its count to 1 and store its number at {result.address}; all in use: $FF.",
        f"First k in w, w + 1, ... (mod 8, all 8) with u[k] == 0: u[k] = 1, byte[{result.address}] = k; none: $FF. u 8 bytes {users.address}, w = byte[{wanted.address}] < 8.",
        f"Palette allocator: usage counts {users.address} (8), preferred {wanted.address} (0-7), cyclic search for a 0, mark with 1, number -> {result.address} ($FF if none).",
        f"A new enemy likes palette {wanted.address} best (it is 0 to 7) but any unused one will do. Who is unused can be seen from the eight counters at {users.address}, which are 0 then. Try the favourite and then those behind it, round the end to 0, until all were tried. The one found gets its first user. Tell its number in {result.address}; $FF means that the enemy has to share.",
    )


def push_apart_pairwise(draw: Drawer) -> Made:
    xs = draw.array(8, draw.one(4, 5, 6, 8))
    least, moved = draw.one(8, 12, 16), draw.variable(8)
    place = replace(Algorithms(draw).own("place"), below=xs.length + 1)
    gap = minus(at(xs, place), at(xs, minus(place, 1)))
    program = (
        put(moved, 0),
        put(place, 1),
        While(
            check(place, "<", xs.length),
            (
                when(
                    check(gap, "<", least),
                    put(at(xs, place), plus(at(xs, minus(place, 1)), least)),
                    more(moved),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Keep {xs.length} sprites at least {least} pixels apart: from the second byte at {xs.address} on, if an x minus the x before it (as it is by then, modulo 256) is less than {least}, it becomes that x plus {least}. Count the moved ones in {moved.address}.",
        f"for i = 1..{xs.length - 1}: if (x[i] - x[i-1]) & $FF < {least}: x[i] = x[i-1] + {least}, ++n. x {xs.address} (bytes), n from 0 -> {moved.address}.",
        f"Minimum spacing {least} along {where(xs)}, left to right, 8-bit differences; corrected -> {moved.address}.",
        f"Coins in a row shouldn't overlap. Their columns are {xs.length} bytes from {xs.address}, from left to right, on a screen that wraps. Go along the row: a coin fewer than {least} pixels to the right of its predecessor is shoved to exactly {least} pixels from it, which may of course push the following one. {moved.address} counts how many were shoved.",
    )


def big_and_small_alignment(draw: Drawer) -> Made:
    xs, ys, flags = draw.slots(8, 8, 8)
    bit, half = draw.one(1, 2, 0x80), draw.one(4, 8)
    off = draw.variable(8)
    program = (
        put(off, 0),
        Each(
            (xs, ys, flags),
            (
                If(
                    Bits(Read(Here(flags)), bit, "any"),
                    (less(Here(xs), 2 * half), less(Here(ys), 2 * half)),
                    (less(Here(xs), half), less(Here(ys), half)),
                ),
                when(check(Here(ys), ">=", 0xE0), more(off)),
            ),
        ),
    )
    return program, (
        f"Turn centres into corners: {xs.length} sprites have x (bytes {xs.address}), y ({ys.address}) and flags ({flags.address}). Subtract {2 * half} from x and y of those with flag ${bit:02X} (big), {half} from the others', wrapping. Then count in {off.address} those whose new y is $E0 or more.",
        f"d = f[i] & ${bit:02X} ? {2 * half} : {half}; x[i] -= d; y[i] -= d; n += y[i] >= $E0; {xs.length} bytes each: x {xs.address}, y {ys.address}, f {flags.address}; n -> {off.address}.",
        f"Centre -> top-left for {xs.length} sprites ({xs.address}, {ys.address}): -{half} small, -{2 * half} big (flag ${bit:02X} in {flags.address}); off-screen rows (y >= $E0 after it) -> {off.address}.",
        f"My engine knows where the middle of each sprite is, the hardware wants the upper left corner. For all {xs.length} (columns {xs.address}, lines {ys.address}) go up and left by half the size: {half} pixels, or {2 * half} where bit ${bit:02X} of the sprite's flags ({flags.address}) says it's a big one. Lines from $E0 on aren't visible; how many have ended up there? -> {off.address}",
    )


def copy_of_other_player(draw: Drawer) -> Made:
    count = draw.one(2, 3, 4)
    first = draw.place(8 * count, direct=False)
    fields = [
        Array(name, noun, first + offset, count, 8, 4)
        for name, noun, offset in (
            ("BodyX", "body x", 0), ("BodyTile", "body tile", 2), ("BodyAttribute", "body attribute", 3),
            ("TwinX", "twin x", 4 * count), ("TwinTile", "twin tile", 4 * count + 2),
            ("TwinAttribute", "twin attribute", 4 * count + 3),
        )
    ]  # fmt: skip
    xs, tiles, attributes, twin_xs, twin_tiles, twin_attributes = fields
    distance, palette, second = draw.variable(8), draw.rng.randrange(8), first + 4 * count
    program = (
        Each(
            (xs, tiles, attributes, twin_xs, twin_tiles, twin_attributes),
            (
                put(Here(twin_xs), plus(Here(xs), distance)),
                put(Here(twin_tiles), Here(tiles)),
                put(Here(twin_attributes), joined(masked(Here(attributes), 0xF1), palette << 1)),
            ),
        ),
    )
    return program, (
        f"Draw a twin: the {count} OAM entries (x, y, tile, attributes) at {first} are copied to the {count} entries behind them (at {second}) with x + byte[{distance.address}] (wrapping) and palette {palette} (bits 1-3 of the attributes). The twin's y bytes are not touched.",
        f"for i < {count}: o[i + {count}].x = o[i].x + byte[{distance.address}], .tile same, .attr = o[i].attr & $F1 | ${palette << 1:02X}, .y unchanged. o = 4-byte records {first}, the copies from {second}.",
        f"OAM {first}: entries 0-{count - 1} -> {count}-{2 * count - 1} ({second}), x shifted by {distance.address}, palette := {palette}, tile and other attribute bits copied, y left alone.",
        f"The wizard conjures a double of himself, made of the {count} sprites that follow, at {second}, his own {count} in the buffer at {first}. It stands {distance.address} pixels to the right (a byte, wrapping), has the same pictures and flips but palette {palette}. Its height above the ground is handled elsewhere, so don't write its y.",
    )


def count_size_of_groups(draw: Drawer) -> Made:
    count = draw.one(6, 8, 12, 16)
    tiles = sprite_buffer(draw, count)[2]
    largest, start = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    run, before = own("run"), own("previous")
    program = (
        put(largest, 0),
        put(start, 0),
        put(run, 0),
        put(before, 0),
        Each(
            (tiles,),
            (
                If(check(Here(tiles), "==", plus(before, 2)), (more(run),), (put(run, 1),)),
                put(before, Here(tiles)),
                when(
                    check(run, ">", largest),
                    put(largest, run),
                    put(start, minus(plus(Index(), 1), run)),
                ),
            ),
        ),
    )
    base = tiles.address + -2
    return program, (
        f"Among {count} OAM entries at {base} (tile number in byte 2) find the longest run in which every tile is 2 more than the one before (bytes wrap). A single entry is a run of 1. Length to {largest.address}, index of its first entry to {start.address}; of equally long ones the first.",
        f"r = 0, p = 0; for i, t: r = t == p + 2 ? r + 1 : 1; p = t; if r > best: best = r, at = i + 1 - r. best -> {largest.address}, at -> {start.address}; t = byte 2 of {count} records of 4 bytes at {base}.",
        f"Longest stretch of tiles rising by 2 in {count} sprites {base}: length {largest.address}, start index {start.address} (earliest).",
        f"Big sprites of one figure have tiles 2 apart. To guess figures from an OAM dump ({count} entries of four bytes at {base}, tile third), look for the most entries in a row whose tile is the preceding one's plus 2. A single entry is a row of one. Write how many to {largest.address} and where the row starts to {start.address}, taking the front one of equals.",
    )


RECIPES = (
    order_by_line,
    life_bar_over_head,
    sprite_budget_by_kind,
    nearest_free_palette,
    push_apart_pairwise,
    big_and_small_alignment,
    copy_of_other_player,
    count_size_of_groups,
)
