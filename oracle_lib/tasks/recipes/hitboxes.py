"""Boxes that meet: overlaps, edges, pushes, sensor points, swings, hurt and hit boxes of slots, tables of box sizes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Either,
    Here,
    If,
    Index,
    Read,
    Repeat,
    Shifted,
    Stop,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, listed, minus, more, plus, put, when, where

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def spans_overlap(draw: Drawer) -> Made:
    one, one_size, other, other_size = (draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(8))
    result = draw.variable(8)
    yes = Both(
        check(minus(other, one), "<", Widened(Read(one_size))),
        check(other, ">=", one),
    )
    also = Both(
        check(minus(one, other), "<", Widened(Read(other_size))),
        check(one, ">=", other),
    )
    program = (put(result, either(Either(yes, also), 1, 0)),)
    return program, (
        f"Write a routine that tells whether two spans share a pixel: one begins at the word {one.address} and is byte[{one_size.address}] long, the other begins at the word {other.address} and is byte[{other_size.address}] long. {result.address} becomes 1 if the later start (unsigned; equal starts count either way) is less than the earlier span's length behind the earlier start, else 0.",
        f"How do I test one axis of a collision? a = word {one.address}, size byte {one_size.address}; b = word {other.address}, size byte {other_size.address}. Byte {result.address} = (b >= a and b - a < a's size) or (a >= b and a - b < b's size) ? 1 : 0, unsigned.",
        f"byte[{result.address}] = (b >= a && b - a < byte[{one_size.address}]) || (a >= b && a - b < byte[{other_size.address}]) ? 1 : 0; a = word[{one.address}], b = word[{other.address}].",
        f"Sword and slime on a line: the sword covers {one_size.address} pixels from {one.address} on, the slime {other_size.address} from {other.address} on (positions words, lengths bytes, nothing signed). The one that begins first hits the other if it reaches its beginning; if they begin together either one with a length is enough. 1 or 0 to {result.address}.",
    )


def push_out_right(draw: Drawer) -> Made:
    x, wall, speed = draw.variable(16), draw.variable(16), draw.variable(16)
    wide = draw.one(8, 12, 14, 16, 24)
    into = Algorithms(draw).own("into", 16)
    program = (
        put(into, minus(plus(x, wide), wall)),
        when(
            check(minus(into, 1), "<", wide),
            less(x, into),
            put(speed, 0),
        ),
    )
    return program, (
        f"Write a routine that pushes a body of {wide} pixels out of a wall on its right: d = word {x.address} + {wide} - word {wall.address} (modulo 65536). If d is 1 to {wide}, x is lowered by d and the speed word {speed.address} becomes 0.",
        f"How do I resolve a wall hit from the left? x word {x.address}, width {wide}, wall's left edge word {wall.address}. depth = x + {wide} - wall; 1 <= depth <= {wide}: x -= depth, word {speed.address} = 0. Otherwise nothing.",
        f"d = (word[{x.address}] + {wide} - word[{wall.address}]) mod 65536; if 1 <= d <= {wide}: word[{x.address}] -= d, word[{speed.address}] = 0.",
        f"A crate ({wide} pixels wide, left side at {x.address}) slid into the wall that begins at {wall.address}. Put it back so that it just touches, and take its speed ({speed.address}) away - but only if it is in by no more than its own width and at least by a pixel. Words.",
    )


def land_from_above(draw: Drawer) -> Made:
    feet, before, top, grounded = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(grounded, 0),
        when(
            Both(check(before, "<=", top), check(feet, ">=", top)),
            put(feet, top),
            put(grounded, 1),
        ),
    )
    return program, (
        f"Write a routine for one-way platforms: if the feet were at or above the platform before (word {before.address} <= word {top.address}) and are at or below it now (word {feet.address} >= word {top.address}), the feet are set to {top.address}'s value and {grounded.address} becomes 1; else {grounded.address} becomes 0. Unsigned.",
        f"How do I land on a platform only from above? Old feet y {before.address}, new feet y {feet.address}, platform y {top.address} (words, unsigned, down is larger). old <= platform <= new: feet = platform, byte {grounded.address} = 1; otherwise byte {grounded.address} = 0.",
        f"g = word[{before.address}] <= word[{top.address}] && word[{feet.address}] >= word[{top.address}]; if g: word[{feet.address}] = word[{top.address}]; byte[{grounded.address}] = g.",
        f"The hero may jump up through clouds but stands on them when he falls. The cloud is at height {top.address}, his soles were at {before.address} in the last frame and are at {feet.address} now; y grows downwards, 16 bits. Coming from above (or level) to below (or level) he stops on the cloud and {grounded.address} says 1, if not 0.",
    )


def first_slot_hit(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    x, y, result = draw.variable(8), draw.variable(8), draw.variable(8)
    wide, high = draw.one(8, 12, 16), draw.one(8, 12, 16)
    working = Algorithms(draw)
    left, top, found = working.own("left"), working.own("top"), working.own("found")
    program = (
        put(left, x),
        put(top, y),
        put(found, 0xFF),
        Each(
            (xs, ys),
            (
                when(
                    Both(
                        check(minus(Here(xs), left), "<", wide),
                        check(minus(Here(ys), top), "<", high),
                    ),
                    put(found, Index()),
                    Stop(),
                ),
            ),
        ),
        put(result, found),
    )
    return program, (
        f"Write a routine that finds the first object inside a box: object n has its x in the n-th of the {where(xs)} and its y in the n-th of the {ys.length} at {ys.address}. It is inside if (x - byte {x.address}) modulo 256 is below {wide} and (y - byte {y.address}) modulo 256 is below {high}. Its number goes to {result.address}, $FF if there is none.",
        f"How do I find which of {xs.length} slots my weapon touches? Slot x bytes {xs.address}, y bytes {ys.address}; weapon box {wide}x{high}, corner x {x.address}, y {y.address}. Hit: ((sx - x) & $FF) < {wide} and ((sy - y) & $FF) < {high}. Lowest hit slot -> byte {result.address}; none: $FF.",
        f"byte[{result.address}] = min i < {xs.length} with (X[i] - byte[{x.address}] & $FF) < {wide} && (Y[i] - byte[{y.address}] & $FF) < {high}, else $FF; X = bytes at {xs.address}, Y = bytes at {ys.address}.",
        f"The net covers {wide} by {high} pixels from {x.address} (x) and {y.address} (y) to the right and down, bytes that wrap around the screen. Which of my {xs.length} butterflies (x at {xs.address} ff., y at {ys.address} ff.) is caught, the lowest number if several? $FF for none; {result.address}.",
    )


def box_by_size_table(draw: Drawer) -> Made:
    kind, gap, result = draw.variable(8, below=draw.one(4, 8)), draw.variable(8), draw.variable(8)
    sizes = Table("HalfWidthTable", "half width", tuple(draw.rng.randrange(4, 40) for _ in range(kind.below or 4)))
    mine = draw.rng.randrange(4, 12)
    program = (put(result, either(check(gap, "<", plus(at(sizes, kind), mine)), 1, 0)),)
    return program, (
        f"Write a routine that tests a distance against sizes: {result.address} becomes 1 if the byte {gap.address} is less than {mine} plus entry byte[{kind.address}] (below {kind.below}) of {listed(sizes)}, else 0.",
        f"How do I compare a center distance with two half widths? Distance byte {gap.address}; mine {mine}; the other's from {listed(sizes)} by kind byte {kind.address} < {kind.below}. distance < sum: byte {result.address} = 1, else 0.",
        f"byte[{result.address}] = byte[{gap.address}] < {mine} + ({listed(sizes)})[byte[{kind.address}]] ? 1 : 0; kind < {kind.below}, unsigned.",
        f"Monsters of {kind.below} kinds are {listed(sizes)} pixels wide to each side; the hero {mine}. Kind {kind.address} is {gap.address} away (x only, one byte). Do they touch - closer than both together? 1 or 0 to {result.address}.",
    )


def swing_reach(draw: Drawer) -> Made:
    step = draw.variable(8, below=draw.one(4, 8))
    x, tip = draw.variable(16), draw.variable(16)
    flipped = draw.variable(8)
    reach = Table("ReachTable", "reach", tuple(draw.rng.randrange(4, 40) for _ in range(step.below or 4)))
    held = Algorithms(draw).own("reach", 16)
    program = (
        put(held, Widened(Read(at(reach, step)))),
        If(check(flipped, "!=", 0), (put(tip, minus(x, held)),), (put(tip, plus(x, held)),)),
    )
    return program, (
        f"Write a routine that finds a sword's tip: entry byte[{step.address}] (below {step.below}) of {listed(reach)} is added to the word {x.address}, or subtracted from it if the byte {flipped.address} is not 0. The result (modulo 65536) goes to the word {tip.address}.",
        f"How do I place a weapon's hit point by animation step? Offsets {listed(reach)}, step byte {step.address} < {step.below}, hero x word {x.address}, facing left if byte {flipped.address} != 0. Word {tip.address} = x + offset, or x - offset when facing left.",
        f"word[{tip.address}] = word[{x.address}] +- ({listed(reach)})[byte[{step.address}]], minus if byte[{flipped.address}] != 0; step < {step.below}.",
        f"During a swing the blade reaches {listed(reach)} pixels far, by the step in {step.address} (at most {(step.below or 1) - 1}). The hero stands at {x.address}, 16 bits, and looks left whenever {flipped.address} isn't zero. Where's the tip? {tip.address}, 16 bits.",
    )


def count_inside_circle(draw: Drawer) -> Made:
    gaps_x, gaps_y = draw.slots(8, 8)
    result, reach = draw.variable(8), draw.variable(8, below=128)
    working = Algorithms(draw)
    limit, longer = working.own("limit"), working.own("longer")
    program = (
        put(result, 0),
        put(limit, reach),
        Each(
            (gaps_x, gaps_y),
            (
                put(longer, Binary("max", Read(Here(gaps_x)), Read(Here(gaps_y)))),
                when(check(longer, "<", limit), more(result)),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts how many of {gaps_x.length} objects are near: x distances are the bytes at {gaps_x.address}, y distances the bytes at {gaps_y.address}; near means that the greater of both is below the byte {reach.address} (less than 128). The count goes to {result.address}.",
        f"How do I count the enemies in a square blast? |dx| bytes {gaps_x.address}, |dy| bytes {gaps_y.address}, {gaps_x.length} each; radius byte {reach.address} < 128. max(|dx|, |dy|) < radius counts. Byte {result.address}.",
        f"byte[{result.address}] = #{{i < {gaps_x.length} : max(dx[i], dy[i]) < byte[{reach.address}]}}; dx = bytes at {gaps_x.address}, dy = bytes at {gaps_y.address}; radius < 128.",
        f"A bomb with the reach {reach.address} (never above 127) goes off. How far everybody is from it was computed before: {gaps_x.length} bytes of horizontal distance ({gaps_x.address}) and as many of vertical ({gaps_y.address}). Whoever is closer than the reach both ways is hit; number of the hit to {result.address}.",
    )


def knock_all_in_front(draw: Drawer) -> Made:
    xs, hits = draw.slots(8, 8)
    x, mark = draw.variable(8), draw.rng.randrange(1, 256)
    reach = draw.rng.randrange(12, 64)
    edge = Algorithms(draw).own("edge")
    program = (
        put(edge, x),
        Each(
            (xs, hits),
            (
                when(
                    Both(
                        check(Here(hits), "==", 0),
                        check(minus(Here(xs), edge), "<", reach),
                    ),
                    put(Here(hits), mark),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that marks all objects hit by a wave: for each of the {where(xs)} (x) with (x - byte {x.address}) modulo 256 below {reach}, the byte at the same place of the {hits.length} at {hits.address} becomes ${mark:02X} if it is 0.",
        f"How do I hit everything within {reach} pixels to the right of x? Slot x bytes {xs.address}, hit bytes {hits.address}, {xs.length} slots; origin byte {x.address}. In reach and hit == 0: hit = ${mark:02X}.",
        f"for i < {xs.length}: if h[i] == 0 and (X[i] - byte[{x.address}] & $FF) < {reach}: h[i] = ${mark:02X}; X = bytes at {xs.address}, h = bytes at {hits.address}.",
        f"The dragon's breath starts at {x.address} and covers {reach} pixels to the right, going on at the left edge of the screen. Every one of {xs.length} enemies (their x: {xs.address} ff.) in it, whose state ({hits.address} ff.) is still 0, gets state ${mark:02X}.",
    )


def solid_bits_at(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(8, 16, 32))
    row, column, result = draw.variable(8, below=rows.length), draw.variable(8, below=8), draw.variable(8)
    line = Algorithms(draw).own("line")
    program = (
        put(line, at(rows, row)),
        Repeat(Read(column), (put(line, Shifted(Read(line), "left", 1)),)),
        put(result, Shifted(Read(line), "right", 7)),
    )
    return program, (
        f"Write a routine that reads a collision map of one bit per cell: row byte[{row.address}] (below {rows.length}) is a byte of the {rows.length} at {rows.address}, column byte[{column.address}] (0 to 7) counts from bit 7 (leftmost) to bit 0. The bit, 0 or 1, goes to {result.address}.",
        f"How do I test a cell of an 8x{rows.length} bit map? Rows {rows.address}, row index {row.address} < {rows.length}, column {column.address} < 8, bit 7 = column 0. Byte {result.address} = 0 or 1.",
        f"byte[{result.address}] = byte[{rows.address} + byte[{row.address}]] >> (7 - byte[{column.address}]) & 1; row < {rows.length}, column < 8.",
        f"Walls of my mini maze are bits: {rows.length} rows of eight cells, a byte a row from {rows.address} on, left cell in the highest bit. Is cell {column.address} of row {row.address} a wall? Both numbers are always inside the maze. Answer 1 or 0 in {result.address}.",
    )


RECIPES = (
    spans_overlap,
    push_out_right,
    land_from_above,
    first_slot_hit,
    box_by_size_table,
    swing_reach,
    count_inside_circle,
    knock_all_in_front,
    solid_bits_at,
)
