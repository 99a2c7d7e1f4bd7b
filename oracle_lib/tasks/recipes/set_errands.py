"""Kinds, sets and small sums: maps of frequency, sets completed, hands rated, signals cleaned, matrices, grades."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Expression,
    Extreme,
    Field,
    Fill,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Read,
    Report,
    Shifted,
    Table,
    While,
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
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def heat_map_of_positions(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    cells = draw.array(8, 16)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        Each(
            (xs, ys),
            (
                put(place, joined(Field(Read(Here(xs)), 6, 2), Shifted(Field(Read(Here(ys)), 6, 2), "left", 2))),
                when(check(at(cells, place), "!=", 0xFF), more(at(cells, place))),
            ),
        ),
    )
    return program, (
        f"Count positions on a 4 by 4 map: for each of {xs.length} objects (x: bytes from {xs.address}, y: bytes from {ys.address}) raise the counter of its square, the byte number (y / 64) * 4 + x / 64 at {cells.address}, by one, but not beyond 255. The counters keep what they had.",
        f"for i < {xs.length}: c[(y[i] >> 6) * 4 + (x[i] >> 6)] += 1, saturating at 255. x {xs.address}, y {ys.address}, c {cells.address} (16 bytes).",
        f"Heat map: {xs.length} points (bytes {xs.address} / {ys.address}), cells of 64 x 64, 4 a row, counters {cells.address}, max 255, accumulate.",
        f"How do I find out where on the screen my enemies like to be? Divide it into 16 fields of 64 by 64 pixels (field = 4 * row + column, a byte each from {cells.address}). Add one to the field of every one of the {xs.length} enemies; their x are at {xs.address}, their y at {ys.address}. A field stops counting at 255.",
    )


def kinds_in_both(draw: Drawer) -> Made:
    one, two = draw.array(8, draw.one(4, 6, 8)), draw.array(8, draw.one(4, 5, 6))
    both, count = draw.variable(8), draw.variable(8)
    bits = Table("BitTable", "bit", tuple(1 << place for place in range(8)))
    own = Algorithms(draw).own
    first, rest = own("first"), own("rest")
    program = (
        put(first, 0),
        Each((one,), (put(first, joined(first, at(bits, Field(Read(Here(one)), 0, 3)))),)),
        put(rest, 0),
        Each((two,), (put(rest, joined(rest, at(bits, Field(Read(Here(two)), 0, 3)))),)),
        put(rest, masked(rest, first)),
        put(both, rest),
        put(count, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count))),
    )
    return program, (
        f"Which kinds occur in both lists, the {where(one)} and the {where(two)}? A kind is the low three bits of a byte. Set the bit with the kind's number in {both.address} for each such kind (the others 0) and store how many kinds these are at {count.address}.",
        f"s = {{x & 7 : x in a}} & {{y & 7 : y in b}}; byte[{both.address}] = bit mask of s, byte[{count.address}] = |s|. a: {where(one)}; b: {where(two)}.",
        f"Common kinds (byte & 7) of {one.address}[{one.length}] and {two.address}[{two.length}]: mask -> {both.address}, number of different ones -> {count.address}.",
        f"How do I see what two traders both sell? Trader one has {one.length} wares ({one.address}), trader two {two.length} ({two.address}); the ware's sort is in its lowest three bits. I need a bit per sort that both have (sort s: bit s of {both.address}) and the number of these sorts ({count.address}).",
    )


def rarest_kind(draw: Drawer) -> Made:
    things = draw.array(8, draw.one(8, 10, 12, 16))
    counts, rarest = draw.array(8, 4), draw.variable(8)
    least = Algorithms(draw).own("least")
    shift = draw.one(0, 2, 4, 6)
    program = (
        Fill(counts, Number(0)),
        Each((things,), (more(at(counts, Field(Read(Here(things)), shift, 2))),)),
        put(least, 0xFF),
        put(rarest, 0xFF),
        Each(
            (counts,),
            (
                when(
                    Both(check(Here(counts), "!=", 0), check(Here(counts), "<", least)),
                    put(least, Here(counts)),
                    put(rarest, Index()),
                ),
            ),
        ),
    )
    return program, (
        f"Count how often each of the four kinds occurs among the {where(things)} (kind = bits {shift} and {shift + 1}), to the four bytes at {counts.address}, and store the kind that occurs least often, but at least once, at {rarest.address}: the lowest number of equals.",
        f"k = (x >> {shift}) & 3; c[0..3] = counts over {things.length} bytes {things.address}; c -> {counts.address}; byte[{rarest.address}] = argmin of the nonzero c, first on ties.",
        f"Histogram of bits {shift}-{shift + 1} of {things.length} bytes {things.address} into 4 bytes {counts.address}; rarest present value -> {rarest.address} (tie: smaller).",
        f"How do I tell which color of gem is scarcest in a bag? {things.length} gems ({things.address}), color in bits {shift}-{shift + 1}. Number of each color, 0 to 3, to {counts.address}; the scarcest that is in the bag at all to {rarest.address}, the lower color if two are.",
    )


def complete_sets_owned(draw: Drawer) -> Made:
    pieces = draw.array(8, draw.one(3, 4, 5, 6))
    sets, extra = draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    least = own("least")
    program = (
        put(least, Extreme("min", pieces)),
        put(extra, 0),
        Each(
            (pieces,),
            (
                put(Here(pieces), minus(Here(pieces), least)),
                more(extra, Widened(Read(Here(pieces)))),
            ),
        ),
        put(sets, least),
    )
    return program, (
        f"A set takes one piece of each of {pieces.length} kinds; the {where(pieces)} are the numbers of pieces. Store how many complete sets there are at {sets.address}, take their pieces away, and store the number of pieces left, all kinds together, as a word at {extra.address}.",
        f"n = min(a); a[i] -= n; byte[{sets.address}] = n; word[{extra.address}] = sum(a) afterwards. a: {where(pieces)}.",
        f"Trade in all full sets: piece counts {pieces.address} ({pieces.length} bytes) each lose min; min -> {sets.address}; rest total -> word {extra.address}.",
        f"How do I exchange collected amulet parts for amulets? There are {pieces.length} different parts, counts from {pieces.address}; an amulet uses up one of each. Make as many as possible: their number to {sets.address}, the parts go out of the counts, and how many parts remain in all goes to the word {extra.address}.",
    )


def hand_by_pairs(draw: Drawer) -> Made:
    cards = draw.array(8, draw.one(4, 5))
    rank = draw.variable(8)
    n = cards.length
    ranks = {4: (0, 1, 2, 3, 0, 0, 4), 5: (0, 1, 2, 3, 4, 0, 5, 0, 0, 0, 6)}[n]
    table = Table("HandTable", "hand", ranks)
    own = Algorithms(draw).own
    first, second, pairs = own("first"), own("second"), own("pairs")
    program = (
        put(pairs, 0),
        put(first, 0),
        While(
            check(first, "<", n - 1),
            (
                put(second, plus(first, 1)),
                While(
                    check(second, "<", n),
                    (
                        when(check(masked(at(cards, first), 15), "==", masked(at(cards, second), 15)), more(pairs)),
                        more(second),
                    ),
                ),
                more(first),
            ),
        ),
        put(rank, at(table, pairs)),
    )
    hands = (
        "0 all different, 1 one pair, 2 two pairs, 3 three alike, 4 four alike"
        if n == 4
        else "0 all different, 1 one pair, 2 two pairs, 3 three alike (and no pair), 4 three alike and a pair, 5 four alike, 6 five alike"
    )
    return program, (
        f"Rate a hand of {n} cards (bytes from {cards.address}; the value is the low nibble, suits in the high one do not matter) and store the rating at {rank.address}: {hands}.",
        f"byte[{rank.address}] = {hands}; card value = byte & 15, {n} bytes {cards.address}.",
        f"{n}-card rating by equal values (low nibbles of {cards.address}-{cards.address + (n - 1)}) -> {rank.address}. {hands}.",
        f"How do I recognise pairs and the like? Count the pairs i < j with the same value (bits 0-3) among {n} cards at {cards.address}; that number tells the hand: {hands}. Write the hand's number to {rank.address}. No straights, no flushes.",
    )


def window_peaks(draw: Drawer) -> Made:
    loud = draw.array(8, draw.one(5, 6, 8, 10, 12))
    width = draw.one(2, 3)
    peaks = draw.array(8, loud.length - width + 1)
    least = draw.maybe(0.4)
    place = Algorithms(draw).own("place")
    operation = "min" if least else "max"
    top: Expression = Read(at(loud, place))
    for ahead in range(1, width):
        top = Binary("min" if least else "max", top, Read(at(loud, plus(place, ahead))))
    program = (
        put(place, 0),
        While(check(place, "<", peaks.length), (put(at(peaks, place), top), more(place))),
    )
    word = "smallest" if least else "largest"
    return program, (
        f"For every {width} neighbours among the {where(loud)} store the {word} of them (unsigned) at {peaks.address}: byte i is for the entries from i to i + {width - 1}, so there are {peaks.length}.",
        f"p[i] = {operation}(a[i..i + {width - 1}]), i < {peaks.length}; a {where(loud)}, p {peaks.address}.",
        f"Sliding {operation}imum, window {width}: {loud.address}[{loud.length}] -> {peaks.address}[{peaks.length}].",
        f"How do I get the {'valleys' if least else 'envelope'} of a volume curve? {loud.length} bytes at {loud.address}; each result is the {word} of {width} values in a row; {peaks.length} results to {peaks.address}.",
    )


def take_out_spikes(draw: Drawer) -> Made:
    raw = draw.array(8, draw.one(5, 6, 8, 10))
    clean = draw.array(8, raw.length)
    last = raw.length - 1
    place = Algorithms(draw).own("place")
    a, b, c = Read(at(raw, minus(place, 1))), Read(at(raw, place)), Read(at(raw, plus(place, 1)))
    middle = Binary("max", Binary("min", a, b), Binary("min", Binary("max", a, b), c))
    program = (
        put(at(clean, 0), at(raw, 0)),
        put(at(clean, last), at(raw, last)),
        put(place, 1),
        While(check(place, "<", last), (put(at(clean, place), middle), more(place))),
    )
    return program, (
        f"Remove single spikes: from the {where(raw)} to {clean.address}, the first and the last are copied, each other one becomes the median (middle one in size, unsigned) of itself and its two neighbours.",
        f"m[i] = median(a[i-1], a[i], a[i+1]); m[0] = a[0], m[{last}] = a[{last}]; a {raw.address}, m {clean.address}, {raw.length} bytes.",
        f"Median filter of 3: {raw.address} -> {clean.address}, {raw.length} bytes, ends copied.",
        f"How do I filter outliers from analog stick samples? {raw.length} samples at {raw.address}. Result at {clean.address}: the middle value of previous, present and next sample, of the unfiltered ones; keep both ends as they are.",
    )


def switch_with_two_limits(draw: Drawer) -> Made:
    levels = draw.array(8, draw.one(4, 6, 8))
    state, bits = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(0x30, 0x70)
    high = low + draw.rng.randrange(0x10, 0x50)
    place = Algorithms(draw).own("bit")
    program = (
        put(bits, 0),
        put(place, 1),
        Each(
            (levels,),
            (
                when(check(Here(levels), ">=", high), put(state, 1)),
                when(check(Here(levels), "<", low), put(state, 0)),
                when(check(state, "!=", 0), put(bits, joined(bits, place))),
                put(place, Shifted(Read(place), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Turn the {where(levels)} into on/off bits with two thresholds: the state in {state.address} becomes 1 at a level of ${high:02X} or more, 0 at a level below ${low:02X}, and stays in between. After each level its bit (the first: bit 0) of {bits.address} is set if the state is not 0; unused bits are 0.",
        f"for i < {levels.length}: x >= ${high:02X}: s = 1; x < ${low:02X}: s = 0; bit i of m = s != 0. x {levels.address}, s {state.address} (kept between calls), m {bits.address}.",
        f"Schmitt trigger over {levels.length} bytes {levels.address}: on at >= ${high:02X}, off at < ${low:02X}; state {state.address} (nonzero = on) goes in and out; output bits, LSB first, {bits.address}.",
        f"How do I slice a tape signal without flicker? {levels.length} samples ({levels.address}); the slicer ({state.address}, 0 is low, anything else high) goes high (1) at ${high:02X} and above, low (0) under ${low:02X}. Collect its state after each sample as bits of {bits.address}, first sample lowest, rest 0.",
    )


def count_and_age(draw: Drawer) -> Made:
    counts, seen = draw.array(8, draw.one(4, 8, 16)), draw.variable(8)
    top = draw.one(100, 200, 255)
    place = Algorithms(draw).own("place")
    n = counts.length
    program = (
        put(place, masked(seen, n - 1)),
        when(
            check(at(counts, place), ">=", top),
            Each((counts,), (put(Here(counts), Shifted(Read(Here(counts)), "right", 1)),)),
        ),
        more(at(counts, place)),
    )
    return program, (
        f"Keep statistics that fade: counter number byte[{seen.address}] & {n - 1} of the {where(counts)} goes up by one. If it is at {top} or more before, first halve all {n} counters (rounding down).",
        f"k = [{seen.address}] & {n - 1}; if c[k] >= {top}: c[*] >>= 1; ++c[k]. c {counts.address}, {n} bytes.",
        f"Adaptive model update: freq {counts.address}[{n}], symbol [{seen.address}] & {n - 1}; rescale (all >> 1) when its count has reached {top}, then + 1.",
        f"How do I count what the player does without overflow? Action {seen.address} (modulo {n}) has a byte among the {n} from {counts.address}. When it stands at {top} or higher, all of the counters are cut in half, so their proportions remain; then count the action.",
    )


def net_move_of_path(draw: Drawer) -> Made:
    steps = draw.array(8, draw.one(4, 6, 8, 10))
    x, y = draw.variable(8, signed=True), draw.variable(8, signed=True)
    held = Algorithms(draw).own("held")
    program = (
        put(x, 0),
        put(y, 0),
        Each(
            (steps,),
            (
                put(held, masked(Here(steps), 3)),
                If(
                    Bits(Read(held), 1, "none"),
                    (put(x, either(check(held, "==", 0), plus(x, 1), minus(x, 1))),),
                    (put(y, either(check(held, "==", 1), plus(y, 1), minus(y, 1))),),
                ),
            ),
        ),
        Report(Both(check(x, "==", 0), check(y, "==", 0))),
    )
    return program, (
        f"Where does a path lead? The low two bits of each of the {where(steps)} are a step: 0 = x + 1, 1 = y + 1, 2 = x - 1, 3 = y - 1. From (0, 0) on; store the final x at {x.address} and y at {y.address} (signed bytes), and set the carry if the path ends where it began, else clear it.",
        f"(x, y) = sum of [(1,0), (0,1), (-1,0), (0,-1)][s & 3] over {steps.length} bytes {steps.address}; x -> {x.address}, y -> {y.address} (two's complement); carry = both 0.",
        f"Net displacement of {steps.length} moves at {steps.address} (& 3: E, S, W, N with S = +y): dx {x.address}, dy {y.address}, signed; SEC for a closed walk.",
        f"How do I check that a patrol route is a loop? Its {steps.length} steps are at {steps.address}; bits 0-1: right, down, left, up. I'd like the total shift to the right in {x.address} and downwards in {y.address} (negative: left, up), and carry set if both are 0.",
    )


def grade_letters(draw: Drawer) -> Made:
    points, letters = draw.slots(8, 8)
    failed = draw.variable(8)
    best = draw.one(0x41, 0x61, 0xA0, 0x10)
    a, b, c = draw.one((90, 75, 50), (80, 60, 40), (200, 150, 100), (45, 35, 25))
    held = Algorithms(draw).own("held")
    program = (
        put(failed, 0),
        Each(
            (points, letters),
            (
                put(held, best),
                when(check(Here(points), "<", a), more(held)),
                when(check(Here(points), "<", b), more(held)),
                when(check(Here(points), "<", c), more(held), more(failed)),
                put(Here(letters), held),
            ),
        ),
    )
    return program, (
        f"Write a grade letter for each of the {where(points)} to {letters.address}: ${best:02X} from {a} points on, ${best + 1:02X} from {b}, ${best + 2:02X} from {c}, ${best + 3:02X} below that (unsigned). Count the latter at {failed.address}.",
        f"g[i] = ${best:02X} + (p < {a}) + (p < {b}) + (p < {c}); byte[{failed.address}] = #(p < {c}). p {points.address}, g {letters.address}, {points.length} bytes.",
        f"Grades: {points.length} scores {points.address} -> letters {letters.address}. >= {a}: ${best:02X}; >= {b}: ${best + 1:02X}; >= {c}: ${best + 2:02X}; else ${best + 3:02X}, counted in {failed.address}.",
        f"How do I hand out school reports? {points.length} pupils' points at {points.address}. Marks are letters, ${best:02X} the best, at least {a} points; then at least {b}; at least {c}; and the fourth letter for all who failed. Marks to {letters.address}, number of failures to {failed.address}.",
    )


def matrix_times_vector(draw: Drawer) -> Made:
    n = 2
    matrix, vector = draw.array(8, n * n), draw.array(8, n)
    result = draw.array(16, n)
    total = Algorithms(draw).own("total", 16)
    program = tuple(
        step
        for row in range(n)
        for step in (
            put(total, Product(Read(at(matrix, n * row)), Read(at(vector, 0)))),
            put(at(result, row), plus(total, Product(Read(at(matrix, n * row + 1)), Read(at(vector, 1))))),
        )
    )
    return program, (
        f"Multiply the {n} by {n} matrix of unsigned bytes at {matrix.address} (row by row) by the vector of {n} unsigned bytes at {vector.address}. The {n} results are words (modulo 65536) at {result.address}.",
        f"y[i] = sum of m[i][j] * x[j], j < {n}; m {matrix.address} ({n} x {n} bytes), x {vector.address} (bytes), y {result.address} (words, wrap).",
        f"{n}x{n} byte matrix {matrix.address} times byte vector {vector.address} -> {n} words {result.address}. Unsigned.",
        f"How do I work out what {n} recipes cost? Recipe r uses {matrix.address} + {n} * r + i units of ingredient i; a unit of i costs the byte {vector.address} + i; {n} ingredients. Costs by recipe as 16-bit words (overflow ignored) from {result.address}.",
    )


def determinant_of_two(draw: Drawer) -> Made:
    matrix, result = draw.array(8, 4), draw.variable(16)
    own = Algorithms(draw).own
    other = own("other", 16)
    program = (
        put(other, Product(Read(at(matrix, 1)), Read(at(matrix, 2)))),
        put(result, Product(Read(at(matrix, 0)), Read(at(matrix, 3)))),
        less(result, other),
        Report(check(result, "==", 0)),
    )
    a = matrix.address
    return program, (
        f"Compute the determinant of the 2 by 2 matrix of unsigned bytes at {a} (row by row): first times fourth minus second times third, a word modulo 65536, to {result.address}. Carry set if it comes out as 0.",
        f"word[{result.address}] = m[0] * m[3] - m[1] * m[2] (mod $10000); carry = result == 0; m = 4 unsigned bytes {a}.",
        f"det of bytes {a}..{a + 3} (2x2, unsigned entries), 16-bit wrap -> {result.address}; SEC if zero.",
        f"How do I see if two ratios are equal, {a} to {a + 1} and {a + 2} to {a + 3} (bytes)? Multiply crosswise: the byte {a} times the byte {a + 3}, minus the byte {a + 1} times the byte {a + 2}. The difference (16 bits, wrapping) goes to {result.address}, and the carry is set if it is 0.",
    )


def polynomial_value(draw: Drawer) -> Made:
    coefficients, x = draw.array(8, draw.one(3, 4, 5)), draw.variable(8)
    result = draw.variable(8)
    total = Algorithms(draw).own("total")
    program = (
        put(total, 0),
        Each(
            (coefficients,),
            (put(total, plus(Half(Product(Read(total), Read(x)), False), Here(coefficients))),),
        ),
        put(result, total),
    )
    n = coefficients.length
    return program, (
        f"Evaluate a polynomial modulo 256 at byte[{x.address}]: its {n} coefficients are the bytes from {coefficients.address}, that of the highest power first, the constant last. Result to {result.address}.",
        f"v = 0; for c in {n} bytes {coefficients.address}: v = v * x + c (mod 256); byte[{result.address}] = v; x = byte {x.address}.",
        f"Horner, 8-bit: coefficients {coefficients.address} (degree {n - 1} down to 0), x [{x.address}] -> {result.address}, mod 256.",
        f"How do I do a polynomial hash of {n} letters? Letters from {coefficients.address}, base {x.address} (a byte): the hash, at first 0, is multiplied by the base and the next letter added, letter after letter, always keeping the low byte only. To {result.address}.",
    )


RECIPES = (
    heat_map_of_positions,
    kinds_in_both,
    rarest_kind,
    complete_sets_owned,
    hand_by_pairs,
    window_peaks,
    take_out_spikes,
    switch_with_two_limits,
    count_and_age,
    net_move_of_path,
    grade_letters,
    matrix_times_vector,
    determinant_of_two,
    polynomial_value,
)
