"""Averages and what lists of measurements say: means of several kinds, middles, medians of histograms, normalising."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Count,
    Each,
    Expression,
    Extreme,
    Fold,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Stop,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    at,
    check,
    less,
    less_down_to,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    value,
    when,
    where,
)

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def mean_without_extremes(draw: Drawer) -> Made:
    marks = draw.array(8, draw.one(5, 6, 7, 8, 10, 12))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, least, most = own("total", 16), own("least"), own("most")
    program = (
        put(total, Fold("sum", marks, wide(Here(marks)))),
        put(least, Extreme("min", marks)),
        put(most, Extreme("max", marks)),
        put(total, minus(minus(total, wide(least)), wide(most))),
        put(result, low(Quotient(Read(total), Number(marks.length - 2)))),
    )
    return program, (
        f"Write a routine that computes a jury's mark: of the {where(marks)} the lowest and the highest are left out (one each), and the mean of the other {marks.length - 2}, rounded down, goes to {result.address}.",
        f"How do I compute a trimmed mean? {where(marks)}, unsigned; drop one minimum and one maximum, average the rest (floor) to byte {result.address}.",
        f"byte[{result.address}] = (sum(v) - min(v) - max(v)) / {marks.length - 2}, v = {where(marks)}.",
        f"mean of {where(marks)} less one min and one max -> {result.address}, truncated",
        f"{marks.length} judges hold up cards for the dive ({marks.address} ff., a byte each). To be fair, the harshest and the kindest judge are ignored. What's the average of those who remain, without the fraction? Write it to {result.address}.",
    )


def geometric_mean(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, odd, root = own("rest", 16), own("odd number", 16), own("root", 16)
    program = (
        put(rest, Product(Read(one), Read(other))),
        put(odd, 1),
        put(root, 0),
        While(check(rest, ">=", odd), (less(rest, odd), more(odd, 2), more(root))),
        put(result, low(root)),
    )
    return program, (
        f"Write a routine that stores the geometric mean of the bytes {one.address} and {other.address} (the square root of their product), rounded down, at {result.address}.",
        f"How do I compute isqrt(a * b)? a {one.address}, b {other.address}, unsigned bytes; floor of the root to byte {result.address}. Subtracting 1, 3, 5, ... from the product works.",
        f"byte[{result.address}] = floor(sqrt(byte[{one.address}] * byte[{other.address}])).",
        f"geometric mean {one.address}, {other.address} -> {result.address}, u8, floor",
        f"A plot of {one.address} by {other.address} steps is swapped for a square one of no larger area. How long is its side, in whole steps? To {result.address}.",
    )


def harmonic_mean(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b = own("half of first"), own("half of second")
    program = (
        put(a, masked(one, 0x7F)),
        put(b, masked(other, 0x7F)),
        put(result, 0),
        when(
            check(plus(a, b), "!=", 0),
            put(result, low(Quotient(shl(Product(Read(a), Read(b)), 1), plus(a, b)))),
        ),
    )
    return program, (
        f"Write a routine that stores the harmonic mean 2ab / (a + b), rounded down, at {result.address}, where a is {one.address} and b is {other.address}, of each the low seven bits; 0 if both are 0.",
        f"How do I average two speeds over the same way there and back? a = {one.address} & $7F, b = {other.address} & $7F; 2 * a * b / (a + b), floor, to byte {result.address} (0 if a + b is 0).",
        f"byte[{result.address}] = a + b ? 2 * a * b / (a + b) : 0; a = byte[{one.address}] & 127, b = byte[{other.address}] & 127.",
        f"harmonic mean of {one.address}, {other.address} (7 bits each) -> {result.address}, floor, both 0 -> 0",
        f"The cart goes out at speed {one.address} and comes home at speed {other.address} (bit 7 of both is a flag, don't count it). Over the whole trip that is 2ab / (a + b), whole number only; standing still both ways is 0. Store it at {result.address}.",
    )


def root_mean_square(draw: Drawer) -> Made:
    samples = draw.array(8, draw.one(4, 8, 16))
    result = draw.variable(8)
    shift = {4: 2, 8: 3, 16: 4}[samples.length]
    own = Algorithms(draw).own
    rest, odd, held = own("rest", 16), own("odd number", 16), own("held")
    program = (
        put(rest, 0),
        Each((samples,), (put(held, masked(Here(samples), 0x3F)), more(rest, Product(Read(held), Read(held))))),
        put(rest, shr(rest, shift)),
        put(odd, 1),
        put(held, 0),
        While(check(rest, ">=", odd), (less(rest, odd), more(odd, 2), more(held))),
        put(result, held),
    )
    return program, (
        f"Write a routine that computes the effective value of {samples.length} amplitudes, the low six bits of the {where(samples)}: add up their squares (a word), divide by {samples.length}, take the square root, each rounded down. Byte result at {result.address}.",
        f"How do I get the RMS of {samples.length} samples? x & $3F of the {where(samples)}; isqrt(sum of squares / {samples.length}) -> byte {result.address}, both steps truncated.",
        f"byte[{result.address}] = isqrt(sum((x & 63)^2 for x in the {where(samples)}) / {samples.length}).",
        f"rms of {where(samples)} (6-bit) -> {result.address}, floor mean, floor root",
        f"How loud is the cave? {samples.length} microphone levels lie at {samples.address} (bytes, bits 0-5 count). Square each, average the squares, and draw the root; no rounding up anywhere. Loudness to {result.address}.",
    )


def balance_point(draw: Drawer) -> Made:
    loads = draw.array(8, draw.one(5, 6, 8, 10))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, moment, held = own("total"), own("moment", 16), own("held")
    none = draw.one(0xFF, 0)
    program = (
        put(total, 0),
        put(moment, 0),
        Each(
            (loads,),
            (
                put(held, masked(Here(loads), 15)),
                more(total, held),
                more(moment, Product(Read(held), Index())),
            ),
        ),
        put(result, none),
        when(check(total, "!=", 0), put(result, low(Quotient(Read(moment), Read(total))))),
    )
    return program, (
        f"Write a routine that finds the balance point of {loads.length} loads, the low nibbles of the {where(loads)}, at the places 0 to {loads.length - 1}: sum of load times place, divided by the sum of the loads, rounded down, to {result.address}; ${none:02X} if there is no load at all.",
        f"How do I compute a center of mass along a row? Weights x & 15 of the {where(loads)}; sum(i * w) / sum(w), floor, to byte {result.address}; all weights 0: ${none:02X}.",
        f"w = [x & 15 for x in the {where(loads)}]; byte[{result.address}] = sum(w) ? sum(i * w[i]) / sum(w) : ${none:02X}.",
        f"centroid index of {where(loads)} (nibble weights) -> {result.address}, empty ${none:02X}",
        f"A raft has {loads.length} planks in a row; how much lies on each is in the lower half of a byte at {loads.address} and on. On which plank, counted from 0 and rounded down, must I push so that it doesn't turn? To {result.address}; an empty raft gives ${none:02X}.",
    )


def median_of_histogram(draw: Drawer) -> Made:
    counts = draw.array(8, draw.one(5, 6, 8, 10, 12))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, half = own("total", 16), own("half", 16)
    part = draw.one((1, "half"), (2, "a quarter"))
    program = (
        put(half, Fold("sum", counts, wide(Here(counts)))),
        put(half, shr(half, part[0])),
        put(total, 0),
        put(result, counts.length - 1),
        Each(
            (counts,),
            (
                more(total, wide(Here(counts))),
                when(check(total, ">", half), put(result, Index()), Stop()),
            ),
        ),
    )
    divisor = 1 << part[0]
    return program, (
        f"Write a routine that finds {'the median' if divisor == 2 else 'the lower quartile'} of a histogram: the {where(counts)} say how often the values 0 to {counts.length - 1} occurred. The first value up to which more than {part[1]} of all (total / {divisor}, rounded down) were counted goes to {result.address}; {counts.length - 1} if nothing was counted.",
        f"How do I read {'the median' if divisor == 2 else 'the 25 % point'} off a count table? {where(counts)}; smallest v with count[0] + ... + count[v] > total / {divisor} (integer) -> byte {result.address}, or {counts.length - 1} where there is none.",
        f"h = sum(c) / {divisor}; byte[{result.address}] = first v with sum(c[0..v]) > h, else {counts.length - 1}; c = {where(counts)}, 16-bit sums.",
        f"{'median' if divisor == 2 else 'Q1'} of histogram {where(counts)} -> value {result.address} (cum > total / {divisor}; empty {counts.length - 1})",
        f"My test players' grades are tallied: {counts.length} bytes from {counts.address}, how many got grade 0, grade 1 and so on. Add the tallies from the bottom until they exceed {part[1]} of everybody (rounded down); the grade reached is what I want in {result.address}. With no players say {counts.length - 1}.",
    )


def stars_in_tenths(draw: Drawer) -> Made:
    votes = draw.array(8, draw.one(4, 5, 5))
    result = draw.variable(8)
    own = Algorithms(draw).own
    people, stars, held = own("people"), own("stars", 16), own("held")
    program = (
        put(people, 0),
        put(stars, 0),
        Each(
            (votes,),
            (
                put(held, masked(Here(votes), 31)),
                more(people, held),
                more(stars, Product(Read(held), plus(Index(), 1))),
            ),
        ),
        put(result, 0),
        when(check(people, "!=", 0), put(result, low(Quotient(Scaled(Read(stars), 10), Read(people))))),
    )
    return program, (
        f"Write a routine that averages star ratings: the {where(votes)} count (in their low five bits) the votes for 1 star, 2 stars, up to {votes.length} stars. Ten times the mean number of stars, rounded down, goes to {result.address}; 0 without votes.",
        f"How do I show a rating like 3.7? {where(votes)}, low 5 bits = voters for 1 to {votes.length} stars; 10 * total stars / voters (floor) to byte {result.address}, nobody: 0.",
        f"v = [x & 31 for x in the {where(votes)}]; byte[{result.address}] = sum(v) ? 10 * sum((i + 1) * v[i]) / sum(v) : 0.",
        f"star average x10: {where(votes)} (5-bit counts, 1..{votes.length} stars) -> {result.address}",
        f"Guests of my inn leave 1 to {votes.length} stars. How many left which is at {votes.address} and on, one byte for each kind, beginning with one star; the three upper bits of a byte are something else. The sign outside shows the mean in tenths of a star, never rounded up: put it into {result.address}, 0 for a new inn.",
    )


def half_way_between_extremes(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    values = draw.array(width)
    result, spread = draw.variable(width), draw.variable(width)
    own = Algorithms(draw).own
    least, most = own("least", width), own("most", width)
    program = (
        put(least, Extreme("min", values)),
        put(most, Extreme("max", values)),
        put(result, Binary("average", Read(least), Read(most))),
        put(spread, minus(most, least)),
    )
    kind = size(values)
    return program, (
        f"Write a routine that stores the middle of the range of the {where(values)} at {result.address} - half of smallest plus largest, rounded down, without overflow - and the width of the range, largest minus smallest, at {spread.address} ({kind}s, unsigned).",
        f"How do I get midrange and range of a list? {where(values)}; (min + max) / 2 -> {kind} {result.address}, max - min -> {kind} {spread.address}; unsigned.",
        f"{kind}[{result.address}] = (min(v) + max(v)) >> 1; {kind}[{spread.address}] = max(v) - min(v); v = {where(values)}, exact sum.",
        f"midrange {result.address} and span {spread.address} of {where(values)}",
        f"All party members must be on screen: their positions are {where(values)}. The camera aims midway between the two outermost ({result.address}, fraction dropped) and zooms by how far they are apart ({spread.address}).",
    )


def near_the_mean(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(4, 8, 16))
    shift = {4: 2, 8: 3, 16: 4}[values.length]
    mean, count = draw.variable(8), draw.variable(8)
    distance = draw.one(5, 8, 10, 16, 20, 32)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, Fold("sum", values, wide(Here(values)))),
        put(mean, low(shr(total, shift))),
        put(count, Count(values, check(Binary("distance", Read(Here(values)), Read(mean)), "<=", distance))),
    )
    return program, (
        f"Write a routine that stores the mean of the {where(values)}, rounded down, at {mean.address} and counts at {count.address} how many of them are at most {distance} away from it, above or below.",
        f"How do I count the values close to the average? {where(values)}; floor of the mean -> {mean.address}; number with |x - mean| <= {distance} -> {count.address}.",
        f"m = sum(v) / {values.length}; byte[{mean.address}] = m; byte[{count.address}] = number of x in v with abs(x - m) <= {distance}; v = {where(values)}.",
        f"{where(values)}: mean -> {mean.address}, within +-{distance} of it -> {count.address}",
        f"A herd keeps together: its {values.length} beasts are at the places {where(values)}. Take the average place ({mean.address}, without fraction) and tell how many beasts stray no more than {distance} from there ({count.address}).",
    )


def smooth_the_row(draw: Drawer) -> Made:
    source = draw.array(8)
    target = draw.array(8, source.length)
    own = Algorithms(draw).own
    before, place, total = own("previous"), own("place"), own("total", 16)
    program = (
        put(before, at(source, 0)),
        put(place, 0),
        While(
            check(place, "<", source.length - 1),
            (
                put(total, plus(plus(wide(before), shl(wide(at(source, place)), 1)), wide(at(source, plus(place, 1))))),
                put(at(target, place), low(shr(total, 2))),
                put(before, at(source, place)),
                more(place),
            ),
        ),
        put(at(target, source.length - 1), at(source, source.length - 1)),
    )
    return program, (
        f"Write a routine that smooths the {where(source)} into as many bytes at {target.address}: each becomes (left neighbour + twice itself + right neighbour) / 4, rounded down. The first has itself as left neighbour; the last is copied unchanged.",
        f"How do I run a 1-2-1 filter over a row? {where(source)} -> {target.address}; (a[i-1] + 2 * a[i] + a[i+1]) >> 2, a[-1] = a[0], last element as it is. Source stays.",
        f"for i < {source.length - 1}: t[i] = (a[max(i - 1, 0)] + 2 * a[i] + a[i + 1]) / 4; t[{source.length - 1}] = a[{source.length - 1}]; a = bytes at {source.address}, t = bytes at {target.address}.",
        f"1-2-1 blur {where(source)} -> {target.address}, left edge repeated, last copied",
        f"The mountain profile ({where(source)}) is too jagged. Write a softer one to {target.address}: every height mixed with its neighbours, itself counting double, a quarter of the sum, fraction dropped. At the left end the height stands in for the missing neighbour, the rightmost height is taken over.",
    )


def stretch_to_full_range(draw: Drawer) -> Made:
    values = draw.array(8)
    goal = draw.one(255, 255, 100, 63, 31)
    own = Algorithms(draw).own
    most = own("most")
    program = (
        put(most, Extreme("max", values)),
        when(
            check(most, "!=", 0),
            Each((values,), (put(Here(values), low(Quotient(Product(Read(Here(values)), Number(goal)), Read(most)))),)),
        ),
    )
    return program, (
        f"Write a routine that scales the {where(values)} in place so that the largest becomes {goal}: each is multiplied by {goal} and divided by the old maximum, rounded down. If all are 0 they stay.",
        f"How do I normalise a list to a peak of {goal}? {where(values)}, in place, x * {goal} / max (integer); nothing happens where max is 0.",
        f"m = max(v); if m: v = [x * {goal} / m for x in v]; v = {where(values)}, floor.",
        f"normalize {where(values)} to max {goal}, in place, truncating; skip all-zero",
        f"For the bar chart the tallest of my {values.length} bars (bytes from {values.address}) must be {goal} pixels and the others in proportion, fractions dropped. Overwrite the values; a chart full of zeros is left empty.",
    )


def mean_of_those_present(draw: Drawer) -> Made:
    values = draw.array(8)
    result, count = draw.variable(8), draw.variable(8)
    absent = draw.one(0, 0xFF)
    here = check(Here(values), "!=", absent)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(count, Count(values, here)),
        put(total, Fold("sum", values, wide(Here(values)), here)),
        put(result, absent),
        when(check(count, "!=", 0), put(result, low(Quotient(Read(total), Read(count))))),
    )
    return program, (
        f"Write a routine that averages those of the {where(values)} that are not ${absent:02X} (which means no value): the mean, rounded down, goes to {result.address}, how many there were to {count.address}. Without any the mean is ${absent:02X}.",
        f"How do I take a mean with missing values? {where(values)}, ${absent:02X} = missing; count of the others -> {count.address}, their floor mean -> {result.address}, or ${absent:02X} for none.",
        f"w = [x for x in the {where(values)} if x != ${absent:02X}]; byte[{count.address}] = len(w); byte[{result.address}] = w ? sum(w) / len(w) : ${absent:02X}.",
        f"mean of non-${absent:02X} in {where(values)} -> {result.address} (${absent:02X} if none), n -> {count.address}",
        f"Levels of my party: {where(values)}, but an empty seat says ${absent:02X}. Strangers react to the average level of those who are there ({result.address}, whole number, ${absent:02X} for nobody) and to their number ({count.address}).",
    )


def batting_average(draw: Drawer) -> Made:
    hits, tries, result = draw.variable(8, below=65), draw.variable(8), draw.variable(16)
    program = (
        put(result, 0),
        when(check(tries, "!=", 0), put(result, Quotient(Scaled(wide(hits), 1000), Read(tries)))),
    )
    return program, (
        f"Write a routine that stores the batting average in thousandths at the word {result.address}: 1000 times the hits {hits.address} (at most 64) divided by the times at bat {tries.address} (bytes), rounded down; 0 without any time at bat.",
        f"How do I compute per mille? {hits.address} (0-64) * 1000 / {tries.address}, floor, to word {result.address}; divisor 0 gives 0.",
        f"word[{result.address}] = t ? byte[{hits.address}] * 1000 / t : 0; t = byte[{tries.address}], hits <= 64.",
        f"avg.{result.address} = 1000 x {hits.address} (<= 64) / {tries.address}, u8s, div 0 -> 0",
        f"The baseball card reads .273 and the like. Hits are in {hits.address}, never more than 64 a season, attempts in {tries.address}. Give me the three figures as one 16-bit number at {result.address}, cut off, not rounded; a player who never batted has 0.",
    )


def mean_of_angles(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    part = draw.one(1, 1, 2, 3)
    turn = minus(other, one)
    program = (put(result, plus(one, Shifted(turn, "signed right", part))),)
    word = {1: "half", 2: "a quarter", 3: "an eighth"}[part]
    return program, (
        f"Write a routine that stores the angle {word} of the short way from the binary angle {one.address} to {other.address} at {result.address}: the difference modulo 256, read as signed, is shifted right by {part} (arithmetically) and added to the first.",
        f"How do I {'average two' if part == 1 else 'blend two'} angles across the wrap? a {one.address}, b {other.address}, 256 a turn: a + (int8(b - a) >> {part}) to {result.address}.",
        f"byte[{result.address}] = a + ((int8)(b - a) >> {part}); a = byte[{one.address}], b = byte[{other.address}], mod 256.",
        f"angle lerp 1/{1 << part}, shortest arc, {one.address} -> {other.address}, into {result.address} (s8 diff, asr {part})",
        f"A weathercock stands at {one.address} and the wind blows from {other.address} (256 steps are a full circle). It follows {word} of the way round the nearer side, with the signed difference shifted down. Where does it point? To {result.address}; $FE and $02 are neighbours.",
    )


def fill_gaps_between(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(6, 8, 10, 12, 16))
    gap = draw.one(0, 0xFF)
    count = draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    left, middle, right = (at(values, minus(place, 1)), at(values, place), at(values, plus(place, 1)))
    program = (
        put(count, 0),
        put(place, 1),
        While(
            check(place, "<", values.length - 1),
            (
                when(
                    check(middle, "==", gap),
                    put(middle, Binary("average", Read(left), Read(right))),
                    more(count),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that fills gaps in the {where(values)}: every one that is ${gap:02X}, except the first and the last, becomes the mean of its two neighbours (rounded down, exact sum), from left to right, so that a filled gap counts as the next one's neighbour. The number of gaps filled goes to {count.address}.",
        f"How do I interpolate missing samples? {where(values)}, ${gap:02X} = missing; for i = 1 to {values.length - 2}: a[i] = (a[i-1] + a[i+1]) >> 1, in place and in order. Count of replaced ones -> {count.address}.",
        f"n = 0; for i in 1..{values.length - 2}: if a[i] == ${gap:02X}: a[i] = (a[i - 1] + a[i + 1]) / 2, ++n; byte[{count.address}] = n; a = {where(values)}.",
        f"{where(values)}: inner ${gap:02X} entries := avg of neighbours, ascending, in place; how many -> {count.address}",
        f"Of {values.length} depth soundings ({values.address}, a byte each) some failed and read ${gap:02X}. Going along the row, put the average of both neighbours there, whatever they are, fraction dropped; the two ends are left. How many I had to guess goes to {count.address}.",
    )


def running_extremes_reset(draw: Drawer) -> Made:
    sample, least, most = draw.variable(8), draw.variable(8), draw.variable(8)
    swing = draw.rng.randrange(20, 120)
    program = (
        put(least, Binary("min", Read(least), Read(sample))),
        put(most, Binary("max", Read(most), Read(sample))),
        when(check(minus(most, least), ">=", swing), put(least, sample), put(most, sample)),
    )
    return program, (
        f"Write a routine that tracks the swing of a signal: the sample {sample.address} widens the range from {least.address} (minimum) to {most.address} (maximum); if the range then spans {swing} or more, both ends are reset to the sample. Unsigned bytes, the span taken modulo 256.",
        f"How do I restart min/max tracking after a big swing? min {least.address}, max {most.address}, new sample {sample.address}; update both, then if max - min >= {swing}: both = sample.",
        f"lo = min(lo, s); hi = max(hi, s); if (hi - lo >= {swing}) lo = hi = s; s, lo, hi = bytes {sample.address}, {least.address}, {most.address}.",
        f"range tracker {least.address}..{most.address} with sample {sample.address}; span >= {swing} -> collapse to sample",
        f"A seismograph keeps the lowest ({least.address}) and the highest ({most.address}) reading. Enter today's, {sample.address}. Once they lie {swing} or more apart the needle starts over: lowest and highest are then today's reading.",
    )


def which_quarter(draw: Drawer) -> Made:
    value_, least, most = draw.variable(8), draw.variable(8), draw.variable(8)
    result = draw.variable(8)
    span = Algorithms(draw).own("span")
    program = (
        put(result, 0),
        when(
            check(value_, ">", least),
            put(result, 3),
            when(
                check(value_, "<", most),
                put(span, minus(most, least)),
                put(result, low(Quotient(shl(wide(minus(value_, least)), 2), Read(span)))),
            ),
        ),
    )
    return program, (
        f"Write a routine that tells in which quarter of the range from {least.address} to {most.address} the value {value_.address} lies: 0 if it is not above the lower end, otherwise 3 if it is not below the upper end, otherwise 4 * (value - low) / (high - low), rounded down. Byte to {result.address}.",
        f"How do I bin a value into quarters of a range? v {value_.address}, lo {least.address}, hi {most.address}: v <= lo: 0; else v >= hi: 3; else (v - lo) * 4 / (hi - lo), floor, to {result.address}. Unsigned.",
        f"byte[{result.address}] = v <= lo ? 0 : v >= hi ? 3 : 4 * (v - lo) / (hi - lo); v, lo, hi = bytes {value_.address}, {least.address}, {most.address}.",
        f"quartile bin 0..3 of {value_.address} in [{least.address}, {most.address}] -> {result.address}; low test first",
        f"A gauge with four lamps runs from {least.address} to {most.address}. At or under the bottom lamp 0 is lit, failing that lamp 3 at or over the top, and between them the lamp that (value - bottom) * 4 / (top - bottom) names, fraction dropped. Lamp for {value_.address} to {result.address}; bytes.",
    )


def rating_after_match(draw: Drawer) -> Made:
    mine, theirs = draw.variable(16), draw.variable(16)
    stake = Algorithms(draw).own("stake", 16)
    base, shift = draw.one((16, 4), (16, 5), (12, 4), (24, 5))
    most = base * 2 - 1
    program = (
        If(
            check(theirs, ">=", mine),
            (put(stake, plus(shr(minus(theirs, mine), shift), base)), when(check(stake, ">", most), put(stake, most))),
            (
                put(stake, shr(minus(mine, theirs), shift)),
                If(check(stake, ">=", base), (put(stake, 1),), (put(stake, minus(base, Read(stake))),)),
            ),
        ),
        more(mine, stake),
        less_down_to(theirs, 0, stake),
    )
    return program, (
        f"Write a routine that settles a won match between ratings, words: the winner's {mine.address} and the loser's {theirs.address}. The stake is {base} plus 1 for each full {1 << shift} points that the loser was ahead, at most {most}, or {base} minus 1 for each full {1 << shift} that the winner was ahead, at least 1. The winner gains it (wrapping), the loser loses it, not below 0.",
        f"How do I do a simple Elo update? Winner word {mine.address}, loser word {theirs.address}. d = |difference| / {1 << shift}; loser >= winner: k = min({base} + d, {most}); else k = d >= {base} ? 1 : {base} - d. Winner += k, loser = max(0, loser - k).",
        f"k = l >= w ? min({base} + (l - w >> {shift}), {most}) : max(1, {base} - (w - l >> {shift})); w += k; l = max(0, l - k); w, l = words {mine.address} (winner), {theirs.address} (loser).",
        f"rating: winner {mine.address}, loser {theirs.address}, u16; stake {base} +- diff/{1 << shift}, clamp 1..{most}; loser floors at 0",
        f"In my arena everyone has a 16-bit rating. I ({mine.address}) have just beaten a rival ({theirs.address}). That's worth {base} points between equals, a point more per {1 << shift} by which the rival stood higher (never over {most}), a point less per {1 << shift} by which I did (but at least one). Move them from the rival to me; the rival can't drop below 0.",
    )


RECIPES = (
    mean_without_extremes,
    geometric_mean,
    harmonic_mean,
    root_mean_square,
    balance_point,
    median_of_histogram,
    stars_in_tenths,
    half_way_between_extremes,
    near_the_mean,
    smooth_the_row,
    stretch_to_full_range,
    mean_of_those_present,
    batting_average,
    mean_of_angles,
    fill_gaps_between,
    running_extremes_reset,
    which_quarter,
    rating_after_match,
)
