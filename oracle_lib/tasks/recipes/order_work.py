"""Order and statistics: pairs sorted, ranks, records, groups, bins, outliers, fair shares, what two lists have."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Each,
    Either,
    Extreme,
    Fill,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Read,
    Repeat,
    Shifted,
    Shove,
    Stop,
    Swap,
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
    minus,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def sort_pairs_by_key(draw: Drawer) -> Made:
    length = draw.one(3, 4, 5, 6)
    keys, partners = draw.array(8, length), draw.array(draw.one(8, 8, 16), length)
    down = draw.maybe(0.5)
    own = Algorithms(draw).own
    rounds, place = own("rounds"), own("place")
    program = (
        put(rounds, length - 1),
        While(
            check(rounds, "!=", 0),
            (
                put(place, 0),
                While(
                    check(place, "<", length - 1),
                    (
                        when(
                            check(at(keys, plus(place, 1)), ">" if down else "<", at(keys, place)),
                            Swap(at(keys, place), at(keys, plus(place, 1))),
                            Swap(at(partners, place), at(partners, plus(place, 1))),
                        ),
                        more(place),
                    ),
                ),
                less(rounds),
            ),
        ),
    )
    order = "descending" if down else "ascending"
    return program, (
        f"Sort the {length} bytes at {keys.address} in {order} order (unsigned) and move the {size(partners)}s at {partners.address} along with them, each staying with its byte. Equal bytes keep their order.",
        f"Stable sort by key, {order}: keys {length} bytes {keys.address}, values {length} {size(partners)}s {partners.address}, permuted alike.",
        f"How do I sort two parallel arrays by the first? {where(keys)} decide ({'highest' if down else 'lowest'} first, unsigned, ties stay in order), {where(partners)} follow.",
        f"Ranking list: {length} results (bytes from {keys.address}) and the {size(partners)} of whoever reached each ({partners.address}). Bring both into the order of the results, {'best (largest)' if down else 'smallest'} first; who has the same result as somebody before him stays behind him.",
        f"Bubble sort {keys.address}[{length}] {order}, dragging the {size(partners)}s of {partners.address} along; stable.",
    )


def grouped_by_range(draw: Drawer) -> Made:
    source = draw.array(8, draw.one(6, 8, 10, 12))
    target = draw.array(8, source.length)
    low = draw.rng.randrange(0x20, 0x80)
    high = low + draw.rng.randrange(0x20, 0x60)
    write = Algorithms(draw).own("write place")
    keep = (put(at(target, write), Here(source)), more(write))
    program = (
        put(write, 0),
        Each((source,), (when(check(Here(source), "<", low), *keep),)),
        Each((source,), (when(Between(Read(Here(source)), low, high), *keep),)),
        Each((source,), (when(check(Here(source), ">", high), *keep),)),
    )
    return program, (
        f"Copy the {where(source)} to {target.address} in three groups: first all below ${low:02X}, then all from ${low:02X} to ${high:02X}, then all above ${high:02X} (unsigned). Within a group the order stays.",
        f"out = [x < ${low:02X}] + [${low:02X} <= x <= ${high:02X}] + [x > ${high:02X}], order kept; in {source.address}, out {target.address}, {source.length} bytes.",
        f"How do I partition a list into low, middle and high without sorting it? {where(source)} to {target.address}; middle is ${low:02X}-${high:02X}; stable.",
        f"Draw far things first: depths from {source.address} ({source.length} bytes). The list at {target.address} gets those less than ${low:02X}, behind them those up to ${high:02X} inclusive, at last the rest, and in each of the three parts they are in the order in which they were.",
    )


def value_of_rank(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(3, 4, 5, 6, 8))
    rank, result = draw.variable(8, below=values.length), draw.variable(8)
    own = Algorithms(draw).own
    place, lower, same = own("place"), own("lower"), own("same")
    candidate = own("candidate")
    program = (
        put(place, 0),
        put(lower, 0xFF),
        put(same, 0),
        While(
            Either(check(rank, "<", lower), check(rank, ">=", same)),
            (
                put(candidate, at(values, place)),
                put(lower, 0),
                put(same, 0),
                Each(
                    (values,),
                    (
                        when(check(Here(values), "<", candidate), more(lower)),
                        when(check(Here(values), "<=", candidate), more(same)),
                    ),
                ),
                more(place),
            ),
        ),
        put(result, candidate),
    )
    return program, (
        f"Which value would stand at index byte[{rank.address}] (0 to {values.length - 1}) if the {where(values)} were sorted in ascending order, unsigned? Store it at {result.address}; the list itself must not change.",
        f"byte[{result.address}] = sorted(a)[k]; a: {where(values)}; k: byte {rank.address} < {values.length}. Don't reorder a.",
        f"How do I select the k-th smallest byte without sorting? List {values.address}, {values.length} entries; k = {rank.address}, counted from 0, in range; duplicates count each. Result {result.address}.",
        f"Only the {rank.address} weakest of {values.length} monsters (levels from {values.address}) may stay away; I need the level of the next one up: the level with index {rank.address} (below {values.length}) in ascending order. To {result.address}, leaving the monsters where they are.",
    )


def podium(draw: Drawer) -> Made:
    points = draw.array(8, draw.one(4, 5, 6, 8, 10))
    gold, silver, bronze = draw.variable(8), draw.variable(8), draw.variable(8)
    value_now = Algorithms(draw).own("points")
    program = (
        put(gold, 0),
        put(silver, 0),
        put(bronze, 0),
        Each(
            (points,),
            (
                put(value_now, Here(points)),
                when(check(value_now, ">", gold), Swap(gold, value_now)),
                when(check(value_now, ">", silver), Swap(silver, value_now)),
                when(check(value_now, ">", bronze), Swap(bronze, value_now)),
            ),
        ),
    )
    return program, (
        f"Store the three largest of the {where(points)} (unsigned; equal ones count separately): the largest at {gold.address}, the second at {silver.address}, the third at {bronze.address}.",
        f"g, s, b = sorted(a, reverse=True)[:3]; a: {where(points)}; g {gold.address}, s {silver.address}, b {bronze.address}.",
        f"How do I get the top three scores of an unsorted list? {where(points)}. First {gold.address}, second {silver.address}, third {bronze.address}; the same score may be there twice. The list stays.",
        f"{points.length} archers shot; their points are bytes from {points.address}. For the podium I need the best three results, not who: {gold.address} gets the best, {silver.address} the next, {bronze.address} the third. If two are equally good, both results appear.",
    )


def places_with_ties(draw: Drawer) -> Made:
    points = draw.array(8, draw.one(3, 4, 5, 6, 8))
    places = draw.array(8, points.length)
    own = Algorithms(draw).own
    runner, mine, better = own("runner"), own("mine"), own("better")
    lower = draw.maybe(0.4)
    program = (
        put(runner, 0),
        While(
            check(runner, "<", points.length),
            (
                put(mine, at(points, runner)),
                put(better, 1),
                Each((points,), (when(check(Here(points), "<" if lower else ">", mine), more(better)),)),
                put(at(places, runner), better),
                more(runner),
            ),
        ),
    )
    word = "smaller" if lower else "larger"
    return program, (
        f"Give each of the {where(points)} its place: 1 plus the number of entries with a {word} value (unsigned). Equal values share a place. The places go to {places.address}, in the order of the entries.",
        f"r[i] = 1 + |{{j: a[j] {'<' if lower else '>'} a[i]}}|; a {where(points)}, r {places.address}.",
        f"How do I compute standings with shared places (1, 2, 2, 4)? {'Times' if lower else 'Scores'} {points.address}, {points.length} bytes, the {'lowest' if lower else 'highest'} is first; place of each to {places.address}.",
        f"{points.length} carts have finished; {'their times' if lower else 'their points'} are the bytes at {points.address}. Write to {places.address} + n the place of cart n. The {'shortest time' if lower else 'most points'} means first, equals are level and the places after them are left out.",
    )


def gap_pass(draw: Drawer) -> Made:
    values = draw.array(draw.one(8, 8, 16), draw.one(5, 6, 8, 10))
    gap = draw.one(2, 3, 4)
    down = draw.maybe(0.4)
    own = Algorithms(draw).own
    low, high = own("low"), own("high")
    program = (
        put(low, 0),
        put(high, gap),
        While(
            check(high, "<", values.length),
            (
                when(
                    check(at(values, low), "<" if down else ">", at(values, high)),
                    Swap(at(values, low), at(values, high)),
                ),
                more(low),
                more(high),
            ),
        ),
    )
    word = "smaller" if down else "larger"
    return program, (
        f"One pass of comb sort with gap {gap} over the {where(values)}: for i = 0, 1, ... exchange entries i and i + {gap} if the former is {word} (unsigned), as long as i + {gap} is inside.",
        f"for i in 0..{values.length - gap - 1}: if a[i] {'<' if down else '>'} a[i + {gap}]: swap. a: {where(values)}, unsigned.",
        f"How do I presort a list a bit each frame? Compare-exchange at distance {gap}, ascending i, {where(values)} (unsigned); the {word} one of a pair ends up behind.",
        f"{values.length} books stand in a row ({size(values)}s from {values.address}). The librarian walks along once and swaps each book with the one {gap} places further on whenever the nearer one's number is {word}. Do that walk.",
    )


def fair_middle(draw: Drawer) -> Made:
    length = draw.one(4, 6, 10)
    scores, result = draw.array(8, length), draw.variable(8)
    own = Algorithms(draw).own
    total, low, high = own("total", 16), own("lowest"), own("highest")
    shift = {4: 1, 6: 2, 10: 3}[length]
    program = (
        put(total, 0),
        put(low, 0xFF),
        put(high, 0),
        Each(
            (scores,),
            (
                more(total, Widened(Read(Here(scores)))),
                when(check(Here(scores), "<", low), put(low, Here(scores))),
                when(check(Here(scores), ">", high), put(high, Here(scores))),
            ),
        ),
        put(total, minus(minus(total, Widened(Read(low))), Widened(Read(high)))),
        put(result, Half(Shifted(Read(total), "right", shift), False)),
    )
    return program, (
        f"Average the {where(scores)} without the highest and the lowest one (one of each, even if several are equal): the sum of the other {length - 2} divided by {length - 2}, rounded down, to {result.address}.",
        f"byte[{result.address}] = (sum(a) - max(a) - min(a)) / {length - 2}; a: {where(scores)}, unsigned, 16-bit sum.",
        f"How do I compute a trimmed mean? {length} bytes {scores.address}; drop one maximum and one minimum; mean of the rest, fraction dropped, to {result.address}.",
        f"{length} judges give 0 to 255 points each, from {scores.address}. The best and the worst mark are struck; the jumper gets the average of the remaining {length - 2} (rounded down) in {result.address}.",
    )


def also_in_other_list(draw: Drawer) -> Made:
    one, other = draw.array(8, draw.one(4, 6, 8)), draw.array(8, draw.one(4, 6))
    out, count = draw.array(8, one.length), draw.variable(8)
    without = draw.maybe(0.5)
    own = Algorithms(draw).own
    place, held, found, write = own("place"), own("held"), own("found"), own("write place")
    program = (
        put(write, 0),
        put(place, 0),
        While(
            check(place, "<", one.length),
            (
                put(held, at(one, place)),
                put(found, 0),
                Each((other,), (when(check(Here(other), "==", held), put(found, 1)),)),
                when(
                    check(found, "==", 0 if without else 1),
                    put(at(out, write), held),
                    more(write),
                ),
                more(place),
            ),
        ),
        put(count, write),
    )
    word = "do not occur" if without else "also occur"
    return program, (
        f"Collect those of the {where(one)} that {word} among the {where(other)}, in their order and with repetitions, at {out.address}; their number goes to {count.address}.",
        f"out = [x for x in a if x {'not in' if without else 'in'} b]; a {where(one)}; b {where(other)}; out {out.address}, len -> {count.address}.",
        f"How do I {'subtract one list from another' if without else 'intersect two unsorted lists'}? From {one.address} ({one.length} bytes) keep what is {'not ' if without else ''}in {other.address} ({other.length} bytes). Kept bytes to {out.address}, count to {count.address}; the bytes behind stay.",
        f"The {'shop does not sell again what I have' if without else 'guard lets pass only who is on his list'}: candidates are the {one.length} bytes at {one.address}, the list is {other.length} bytes at {other.address}. Write the candidates who are {'not ' if without else ''}on the list to {out.address} one after the other, and how many to {count.address}.",
    )


def middle_of_extremes(draw: Drawer) -> Made:
    xs = draw.array(draw.one(8, 8, 16), draw.one(4, 6, 8))
    middle, span = draw.variable(xs.width), draw.variable(xs.width)
    own = Algorithms(draw).own
    low, high = own("least", xs.width), own("greatest", xs.width)
    program = (
        put(low, Extreme("min", xs)),
        put(high, Extreme("max", xs)),
        put(middle, Binary("average", Read(low), Read(high))),
        put(span, minus(high, low)),
    )
    return program, (
        f"Find the smallest and the largest of the {where(xs)} (unsigned). The middle between them (half their sum, rounded down, no overflow) goes to {middle.address}, the largest minus the smallest to {span.address}; both are {size(xs)}s.",
        f"{middle.address} = (min + max) / 2, {span.address} = max - min over the {where(xs)}; unsigned, {size(xs)} results.",
        f"How do I frame a group of objects with the camera? Their coordinates: {where(xs)}. Centre of the outermost two -> {middle.address}, extent -> {span.address} ({size(xs)}s, unsigned, halves dropped).",
        f"{xs.length} sheep stand at the coordinates from {xs.address} ({size(xs)} each, unsigned). The dog should lie down halfway between the first and the last of them: {middle.address}. And how long must the fence be, from the first to the last? {span.address}.",
    )


def pairs_of_given_sum(draw: Drawer) -> Made:
    values, wanted = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    count = draw.variable(8)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(count, 0),
        put(first, 0),
        While(
            check(first, "<", values.length - 1),
            (
                put(second, plus(first, 1)),
                While(
                    check(second, "<", values.length),
                    (
                        when(check(plus(at(values, first), at(values, second)), "==", wanted), more(count)),
                        more(second),
                    ),
                ),
                more(first),
            ),
        ),
    )
    return program, (
        f"Count the pairs (i < j) among the {where(values)} whose sum modulo 256 is byte[{wanted.address}]; number to {count.address}.",
        f"byte[{count.address}] = #{{i < j: (a[i] + a[j]) & $FF == [{wanted.address}]}}, a = {where(values)}.",
        f"How many pairs of a list add up to a target? List {values.address}, {values.length} bytes, every two different places count once; sums wrap at 256; target {wanted.address}; result {count.address}.",
        f"The scale shows {wanted.address} (it starts again at 0 after 255). In how many ways can two of the {values.length} stones (weights from {values.address}) make it show that? {count.address}.",
    )


def closest_two(draw: Drawer) -> Made:
    values, gap = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(gap, 0xFF),
        put(first, 0),
        While(
            check(first, "<", values.length - 1),
            (
                put(second, plus(first, 1)),
                While(
                    check(second, "<", values.length),
                    (
                        put(
                            gap,
                            Binary(
                                "min",
                                Read(gap),
                                Binary("distance", Read(at(values, first)), Read(at(values, second))),
                            ),
                        ),
                        more(second),
                    ),
                ),
                more(first),
            ),
        ),
    )
    return program, (
        f"How near are the two nearest of the {where(values)}? Store the smallest absolute difference between any two of them (unsigned values) at {gap.address}.",
        f"byte[{gap.address}] = min |a[i] - a[j]| over i < j; a: {where(values)}, unsigned.",
        f"Smallest distance between any two entries of an unsorted list: {values.length} bytes {values.address} -> {gap.address}. Not only neighbours.",
        f"{values.length} fireflies hover over a line, their x positions are the bytes at {values.address} (0-255). If two come close they flash: write the distance of the closest pair to {gap.address}.",
    )


def level_reached_by_share(draw: Drawer) -> Made:
    counts = draw.array(8, draw.one(4, 6, 8))
    wanted, level = draw.variable(16), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, 0),
        put(level, 0xFF),
        Each(
            (counts,),
            (
                more(total, Widened(Read(Here(counts)))),
                when(check(total, ">=", wanted), put(level, Index()), Stop()),
            ),
        ),
    )
    return program, (
        f"The {where(counts)} are a histogram. Add the counts up from the first on (as a word) and store at {level.address} the index of the class where the sum reaches at least the word at {wanted.address}; $FF if it never does.",
        f"byte[{level.address}] = min i with h[0] + ... + h[i] >= word[{wanted.address}], else $FF; h: {where(counts)}.",
        f"How do I read a percentile from a histogram? Classes: {counts.length} byte counts at {counts.address}; wanted number of samples: word {wanted.address}; class where the running total gets there -> {level.address}, not reached: $FF.",
        f"Floor n of a tower has {counts.address} + n monsters (a byte; {counts.length} floors). The hero wants to slay {wanted.address} (word) from the bottom up, whole floors. Up to which floor must he go? {level.address}, counted from 0, which also is the answer if he wants none; $FF if there aren't enough.",
    )


def halve_until_all_fit(draw: Drawer) -> Made:
    bars, limit = draw.array(8, draw.one(3, 4, 5, 6, 8)), draw.one(16, 24, 32, 40)
    times = draw.variable(8)
    most = Algorithms(draw).own("highest")
    program = (
        put(times, 0),
        put(most, Extreme("max", bars)),
        While(
            check(most, ">", limit),
            (
                Each((bars,), (put(Here(bars), Shifted(Read(Here(bars)), "right", 1)),)),
                put(most, Shifted(Read(most), "right", 1)),
                more(times),
            ),
        ),
    )
    return program, (
        f"Make the {where(bars)} fit a chart of height {limit}: as long as the largest of them is above {limit}, halve all of them (rounding down). How often that was goes to {times.address}.",
        f"n = 0; while max(a) > {limit}: a[i] >>= 1 for all i, ++n; byte[{times.address}] = n. a: {where(bars)}, unsigned.",
        f"How do I scale bars to at most {limit} pixels by powers of two? Bars {bars.address} ({bars.length} unsigned bytes), in place, all by the same number of shifts; that number to {times.address}.",
        f"The harvest screen draws {bars.length} columns, heights from {bars.address}. A column may have {limit} pixels. If one is too high, all shrink to half, again and again until none is. Tell the number of halvings in {times.address} for the axis label.",
    )


def bins_by_limits(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(6, 8, 12, 16))
    low = draw.rng.randrange(0x10, 0x60)
    mid = low + draw.rng.randrange(0x10, 0x50)
    high = mid + draw.rng.randrange(0x10, 0x40)
    bins = draw.array(8, 4)
    own = Algorithms(draw).own
    held, place = own("held"), own("place")
    program = (
        Fill(bins, Number(0)),
        Each(
            (values,),
            (
                put(held, Here(values)),
                put(
                    place,
                    either(
                        check(held, "<", low),
                        0,
                        either(check(held, "<", mid), 1, either(check(held, "<", high), Number(2), Number(3))),
                    ),
                ),
                more(at(bins, place)),
            ),
        ),
    )
    told = f"${low:02X}, ${mid:02X}, ${high:02X}"
    return program, (
        f"Sort the {where(values)} into four classes and count them at {bins.address} (four bytes, first class first): below ${low:02X}; from there below ${mid:02X}; from there below ${high:02X}; the rest. Unsigned; the counters start at 0.",
        f"bins[0..3] = counts of x with 0, 1, 2, 3 of the limits {told} <= x; x: {where(values)}; bins {bins.address}.",
        f"How do I count how many values fall between thresholds? Values {values.address} ({values.length} bytes), thresholds {told} (a value equal to one belongs to the class above), counts to {bins.address} to {bins.address + 3}.",
        f"Pupils' marks: {values.length} bytes of points from {values.address}. Under {low} is poor, under {mid} fair, under {high} good, anything else excellent. How many are poor, fair, good, excellent? Four bytes from {bins.address}.",
    )


def material_shortage(draw: Drawer) -> Made:
    length = draw.one(2, 3, 4)
    stock, need = draw.array(8, length), draw.array(8, length)
    batches = draw.variable(8, below=draw.one(4, 6, 9))
    assert batches.below is not None
    missing = draw.variable(16)
    own = Algorithms(draw).own
    wanted = own("wanted", 16)
    program = (
        put(missing, 0),
        Each(
            (stock, need),
            (
                put(wanted, Product(Read(Here(need)), Read(batches))),
                when(
                    check(wanted, ">", Widened(Read(Here(stock)))),
                    more(missing, minus(wanted, Widened(Read(Here(stock))))),
                ),
            ),
        ),
    )
    return program, (
        f"A recipe needs {length} materials (bytes from {need.address}, units for one piece); the stock of each is in the bytes from {stock.address}. How many units are missing altogether to make byte[{batches.address}] pieces (0 to {batches.below - 1})? Surplus of one material does not help another. Word to {missing.address}.",
        f"word[{missing.address}] = sum of max(need[i] * n - have[i], 0), i < {length}; need {need.address}, have {stock.address}, n {batches.address} < {batches.below}; 16-bit.",
        f"How do I compute the shortage for several crafts? Per piece: {where(need)}; in store: bytes {stock.address}; pieces {batches.address} (at most {batches.below - 1}). Total of all shortfalls, as a word, to {missing.address}; 0 if everything is there.",
        f"The smith wants to make {batches.address} swords (up to {batches.below - 1}). One sword takes {length} ingredients in amounts from {need.address}; I have the amounts from {stock.address}. How many things do I still have to collect, all kinds together? 16-bit answer in {missing.address}.",
    )


def share_loot_evenly(draw: Drawer) -> Made:
    loot = draw.array(8, draw.one(4, 5, 6, 8))
    mine, yours, mask = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(mine, 0),
        put(yours, 0),
        put(mask, 0),
        Each(
            (loot,),
            (
                put(mask, Shifted(Read(mask), "right", 1)),
                If(
                    check(mine, "<=", yours),
                    (more(mine, Widened(Read(Here(loot)))), put(mask, joined(mask, 0x80))),
                    (more(yours, Widened(Read(Here(loot)))),),
                ),
            ),
        ),
    )
    low = 8 - loot.length
    return program, (
        f"Deal the {where(loot)} out, in order, to two totals (words at {mine.address} and {yours.address}, starting from 0): each goes to the lower total, to the first one if they are equal. Who got what is kept in {mask.address}: bit {low} for the first byte up to bit 7 for the last, set for the first total{', lower bits 0' if low else ''}.",
        f"a = b = m = 0; for x in {where(loot)}: m >>= 1; if a <= b: a += x, m |= $80, else b += x. a word {mine.address}, b word {yours.address}, m byte {mask.address}.",
        f"How do I split values greedily between two players? Values {where(loot)}; always to who has less so far (first player on a tie); sums {mine.address} and {yours.address} (16 bits). Record in {mask.address}, shifted right once per value with bit 7 = first player got it.",
        f"Two thieves share {loot.length} treasures, worth the bytes from {loot.address}, one after the other. Whoever is poorer takes the next; if they are even, the elder does. End worth of the elder's share: word {mine.address}, the younger's: word {yours.address}. The elder's picks are set bits of {mask.address}, the last treasure in bit 7, the one before in bit 6 and so on; other bits 0.",
    )


def list_of_records_broken(draw: Drawer) -> Made:
    jumps = draw.array(draw.one(8, 8, 16), draw.one(5, 6, 8, 10))
    days, count = draw.array(8, jumps.length), draw.variable(8)
    own = Algorithms(draw).own
    best, write = own("best", jumps.width), own("write place")
    program = (
        put(best, 0),
        put(write, 0),
        Each(
            (jumps,),
            (
                when(
                    check(Here(jumps), ">", best),
                    put(best, Here(jumps)),
                    put(at(days, write), Index()),
                    more(write),
                ),
            ),
        ),
        put(count, write),
    )
    return program, (
        f"List the records among the {where(jumps)}: the indices of entries greater than 0 and than all entries before them go to {days.address} (bytes, in order), their number to {count.address}. Unsigned.",
        f"out = [i for i if a[i] > max(0, a[0..i-1])]; a {where(jumps)}; out {days.address}; len -> {count.address}.",
        f"How do I find every new high in a series? Series {jumps.address}, {jumps.length} unsigned {size(jumps)}s, previous best 0. Positions to {days.address}, how many to {count.address}; the unused rest stays.",
        f"A frog jumps on {jumps.length} days; the distances are {size(jumps)}s from {jumps.address}. On which days (0 = the first) did it jump farther than ever before (a jump of 0 is none)? Day numbers from {days.address} on, their count in {count.address}.",
    )


def turn_until_least_leads(draw: Drawer) -> Made:
    ring = draw.array(8, draw.one(4, 5, 6, 8))
    most = draw.maybe(0.4)
    own = Algorithms(draw).own
    turns, held = own("turns"), own("held")
    program = (
        put(turns, Extreme("max" if most else "min", ring, index=True)),
        Repeat(Read(turns), (put(held, at(ring, 0)), Shove(ring, False, Read(held)))),
    )
    word = "largest" if most else "smallest"
    return program, (
        f"Rotate the {where(ring)} to the left until the {word} of them (the first of equals, unsigned) stands at index 0.",
        f"a = a[k:] + a[:k], k = first index of {'max' if most else 'min'}(a); a: {where(ring)}, in place.",
        f"How do I bring a cyclic list into a normal form? It starts with its {word} byte then: {where(ring)}; turn it left, nothing else; ties: the one with the lowest index leads.",
        f"{ring.length} knights sit at a round table (numbers in the bytes from {ring.address}). Without changing their order round the table, seat them so that the one with the {word} number is at the first place; if several have it, the one who comes first now.",
    )


def first_loner(draw: Drawer) -> Made:
    values, result = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    none = draw.one(0xFF, 0)
    own = Algorithms(draw).own
    place, held, count = own("place"), own("held"), own("count")
    program = (
        put(result, none),
        put(place, 0),
        While(
            check(place, "<", values.length),
            (
                put(held, at(values, place)),
                put(count, 0),
                Each((values,), (when(check(Here(values), "==", held), more(count)),)),
                when(check(count, "==", 1), put(result, held), Stop()),
                more(place),
            ),
        ),
    )
    return program, (
        f"Store the first value of the {where(values)} that occurs only once in them at {result.address}; ${none:02X} if every value occurs several times.",
        f"byte[{result.address}] = next(x for x in a if a.count(x) == 1), else ${none:02X}; a = {where(values)}.",
        f"How do I find the first unique byte of a list? List {values.address}, {values.length} entries, unsorted; its value -> {result.address}; no such: ${none:02X}.",
        f"{values.length} socks (kinds are bytes from {values.address}): which is the first one without a fellow? Its kind to {result.address}; if all have at least one fellow, ${none:02X}.",
    )


def exchange_extremes(draw: Drawer) -> Made:
    values = draw.array(draw.one(8, 8, 16), draw.one(3, 4, 5, 6, 8))
    own = Algorithms(draw).own
    low, high = own("place of the smallest"), own("place of the largest")
    program = (
        put(low, Extreme("min", values, index=True)),
        put(high, Extreme("max", values, index=True)),
        Swap(at(values, low), at(values, high)),
    )
    return program, (
        f"Exchange the smallest and the largest of the {where(values)} (unsigned; of equal ones the first counts). All others stay.",
        f"swap(a[argmin a], a[argmax a]); a: {where(values)}; first index on ties; unsigned.",
        f"How do I let the minimum and the maximum of a list trade places? {values.length} {size(values)}s at {values.address}, unsigned, first occurrence of each.",
        f"For one day the poorest and the richest of {values.length} citizens change purses ({size(values)} each, from {values.address}); among equally poor or equally rich ones it is the one who is listed first.",
    )


def outliers_to_mean(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    samples, count = draw.array(8, length), draw.variable(8)
    limit = draw.one(20, 30, 40, 60)
    own = Algorithms(draw).own
    total, mean = own("total", 16), own("mean")
    program = (
        put(total, 0),
        Each((samples,), (more(total, Widened(Read(Here(samples)))),)),
        put(mean, Half(Shifted(Read(total), "right", length.bit_length() - 1), False)),
        put(count, 0),
        Each(
            (samples,),
            (
                when(
                    check(Binary("distance", Read(Here(samples)), Read(mean)), ">", limit),
                    put(Here(samples), mean),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Clean up the {where(samples)}: compute their average (rounded down), then replace each one that is more than {limit} above or below it by the average. How many were replaced goes to {count.address}.",
        f"m = sum(a) / {length}; a[i] = m where |a[i] - m| > {limit}; byte[{count.address}] = number of those. a: {where(samples)}, unsigned; m from the old values.",
        f"How do I remove outliers from {length} sensor bytes? {samples.address}; tolerance {limit} around the mean (floor, over all as they came in); an outlier becomes the mean; count -> {count.address}.",
        f"A mouse reports jumpy values. Of the last {length} ({samples.address}) take the mean without fraction; whatever is farther from it than {limit} is set to it. I want to know in {count.address} for how many values that was.",
    )


RECIPES = (
    sort_pairs_by_key,
    grouped_by_range,
    value_of_rank,
    podium,
    places_with_ties,
    gap_pass,
    fair_middle,
    also_in_other_list,
    middle_of_extremes,
    pairs_of_given_sum,
    closest_two,
    level_reached_by_share,
    halve_until_all_fit,
    bins_by_limits,
    material_shortage,
    share_loot_evenly,
    list_of_records_broken,
    turn_until_least_leads,
    first_loner,
    exchange_extremes,
    outliers_to_mean,
)
