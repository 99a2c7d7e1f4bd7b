"""Searching: sorted tables, circles, from the end, nearest, intervals, pairs, repeats, behind pointers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Here,
    If,
    Index,
    Pointed,
    Position,
    Read,
    Set,
    Shifted,
    Stop,
    Table,
    Unary,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, less, listed, minus, more, plus, put, size, when, where

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def binary_search(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    sorted_list = draw.table(draw.one(8, 12, 16, 20), width)
    sorted_list = Table(
        sorted_list.name,
        sorted_list.meaning,
        tuple(sorted(draw.rng.sample(range(1, 1 << width), sorted_list.length))),
        width,
    )
    wanted, place = draw.variable(width), draw.variable(8)
    own = Algorithms(draw).own
    low, high, middle = own("low"), own("high"), own("middle")
    program = (
        put(low, 0),
        put(high, sorted_list.length),
        While(
            check(low, "<", high),
            (
                put(middle, Shifted(plus(low, high), "right", 1)),
                If(check(at(sorted_list, middle), "<", wanted), (put(low, plus(middle, 1)),), (put(high, middle),)),
            ),
        ),
        put(place, low),
    )
    return program, (
        f"Write a routine that looks the {size(wanted)} {wanted.address} up by binary search in an ascending table of its own, {listed(sorted_list)}: {place.address} becomes the index (from 0) of the first entry that is not below it, {sorted_list.length} if all are below.",
        f"How do I do a lower-bound search? Sorted {size(wanted)} table: {listed(sorted_list)}. Key {wanted.address}; the number of entries < key, unsigned, to the byte {place.address}.",
        f"byte[{place.address}] = bisect_left([{listed(sorted_list)}], {size(wanted)}[{wanted.address}]).",
        f"Scores from which a title is given are, in order, {listed(sorted_list)}; you bring the table along. How many of them are less than my score {wanted.address} ({size(wanted)})? Halve the range again and again, the table will grow. Answer byte: {place.address}.",
    )


def search_from_the_end(draw: Drawer) -> Made:
    journal, wanted, place = draw.array(8), draw.variable(8), draw.variable(8)
    place_of = Position(journal, check(Here(journal), "<=", wanted), 0xFF, last=True)
    return (Set(place, place_of),), (
        f"Write a routine that goes through the {where(journal)} from the back and stores the index (from 0) of the last one that is not above the byte {wanted.address} at {place.address}; $FF if all are above.",
        f"How do I search backwards? Array: {where(journal)}; condition: entry <= byte {wanted.address}, unsigned. Highest matching index to {place.address}, or $FF.",
        f"byte[{place.address}] = max i with a[i] <= byte[{wanted.address}], $FF if none; a: {where(journal)}, i from 0.",
        f"Checkpoints passed are {where(journal)}. Which is the latest in the list that I can afford with {wanted.address} (a byte; price <= money)? Number from 0 into {place.address}, $FF if none.",
    )


def next_from_here(draw: Drawer) -> Made:
    places = draw.array(8, draw.one(4, 6, 8, 10, 12, 16))
    start, found = draw.variable(8, below=places.length), draw.variable(8)
    free = draw.one(0, 0xFF, draw.rng.randrange(256))
    own = Algorithms(draw).own
    spot, left = own("spot"), own("left")
    program = (
        put(found, 0xFF),
        put(spot, start),
        put(left, places.length),
        While(
            check(left, "!=", 0),
            (
                when(check(at(places, spot), "==", free), put(found, spot), Stop()),
                more(spot),
                when(check(spot, "==", places.length), put(spot, 0)),
                less(left),
            ),
        ),
    )
    return program, (
        f"Write a routine that searches the {where(places)} in a circle: begin at index byte[{start.address}] (below {places.length}), go up, after the last go on at 0, each place once. The first index holding ${free:02X} goes to {found.address}, $FF if no place does.",
        f"How do I find the next ${free:02X} from a starting index with wrap-around? List: {where(places)}; start {start.address} (< {places.length}, itself included); index to {found.address} or $FF.",
        f"for k = 0..{places.length - 1}: i = (byte[{start.address}] + k) % {places.length}; if a[i] == ${free:02X}: byte[{found.address}] = i, done. Else $FF. a = bytes at {places.address}, start below {places.length}.",
        f"Parking lots stand in a ring, {places.length} of them, one byte each from {places.address}; ${free:02X} means free. I arrive at lot {start.address} (always one of them) and drive on until one is free, one lap at most. Its number belongs in {found.address}; $FF when the lap brought nothing.",
    )


def first_above(draw: Drawer) -> Made:
    heights = draw.one(draw.slots, draw.records)(draw.one(8, 16))[0]
    limit, index, found = draw.variable(heights.width), draw.variable(8), draw.variable(heights.width)
    own = Algorithms(draw).own
    held = own("held", heights.width)
    program = (
        put(index, heights.length),
        put(found, 0),
        Each(
            (heights,),
            (put(held, Here(heights)), when(check(held, ">", limit), put(index, Index()), put(found, held), Stop())),
        ),
    )
    return program, (
        f"Write a routine that finds the first of the {where(heights)} greater than the {size(limit)} {limit.address}: its index to the byte {index.address} and its value to the {size(found)} {found.address}. If there is none, index {heights.length} and value 0.",
        f"How do I get index and value of the first entry above a limit? Entries: {where(heights)}, unsigned; limit {limit.address}, {size(limit)}. Index -> {index.address}, value -> {found.address}; otherwise {heights.length} and 0.",
        f"i = first i with a[i] > {size(limit)}[{limit.address}]; byte[{index.address}] = i, {size(found)}[{found.address}] = a[i]; none: {heights.length} and 0. a: {where(heights)}.",
        f"The knight rides along {heights.length} walls whose heights are the {where(heights)}. His horse jumps {limit.address} ({size(limit)}). At which wall (from 0) does he stop, and how high is it? {index.address} (byte) and {found.address}; if he clears all of them, {heights.length} and 0.",
    )


def nearest_to_target(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    values = draw.array(width, draw.one(4, 6, 8, 10, 12))
    target, nearest = draw.variable(width), draw.variable(width)
    own = Algorithms(draw).own
    best, gap = own("best", width), own("gap", width)
    late = draw.maybe(0.4)
    program = (
        put(nearest, at(values, 0)),
        put(best, (1 << width) - 1),
        Each(
            (values,),
            (
                put(gap, Binary("distance", Read(Here(values)), Read(target))),
                when(check(gap, "<=" if late else "<", best), put(best, gap), put(nearest, Here(values))),
            ),
        ),
    )
    tie = "last" if late else "first"
    return program, (
        f"Write a routine that copies that one of the {where(values)} that lies closest to the {size(target)} {target.address} (unsigned difference) to {nearest.address}; of equally close ones the {tie} in the list.",
        f"How do I snap a value to the closest entry of a list? List: {where(values)}; value {target.address}; result {nearest.address} ({size(nearest)}). Ties: the {tie} entry.",
        f"{size(nearest)}[{nearest.address}] = the a[i] with least |a[i] - {size(target)}[{target.address}]|, {tie} one on ties; a: {where(values)}, all unsigned.",
        f"The compass of my game knows {values.length} landmarks, positions {where(values)}. I stand at {target.address}; write the position of the nearest landmark into {nearest.address} ({size(nearest)}). If two are equally near, the one {'later' if late else 'earlier'} in the list wins.",
    )


def find_the_pair(draw: Drawer) -> Made:
    pairs = draw.array(8, draw.one(6, 8, 10, 12))
    first, second, place = draw.variable(8), draw.variable(8), draw.variable(8)
    before = Algorithms(draw).own("before")
    program = (
        put(place, 0xFF),
        put(before, at(pairs, 0)),
        Each(
            (pairs,),
            (
                when(
                    Both(check(before, "==", first), check(Here(pairs), "==", second)),
                    when(check(Index(), "!=", 0), put(place, minus(Index(), 1)), Stop()),
                ),
                put(before, Here(pairs)),
            ),
        ),
    )
    return program, (
        f"Write a routine that searches the {where(pairs)} for two neighbours: the byte {first.address} directly followed by the byte {second.address}. The index of the former at the first such spot goes to {place.address}; $FF if there is none.",
        f"How do I find a two-byte sequence in a buffer? Buffer: {where(pairs)}; sequence byte {first.address}, byte {second.address}. First index or $FF to {place.address}.",
        f"byte[{place.address}] = min i with a[i] == byte[{first.address}] and a[i + 1] == byte[{second.address}], i <= {pairs.length - 2}; else $FF; a: {where(pairs)}.",
        f"Of the {pairs.length} last inputs ({pairs.address} ff., a byte each) I'd like to know whether {first.address} came immediately before {second.address} somewhere, and where: number of the first of the two inputs, earliest spot, to {place.address}; never: $FF.",
    )


def sentinel_search(draw: Drawer) -> Made:
    entries = draw.text()
    wanted, place = draw.variable(8), draw.variable(8)
    place_of = Position(entries, check(Here(entries), "==", wanted), 0xFF)
    return (Set(place, place_of),), (
        f"Write a routine that searches a list ended by ${entries.end:02X}: bytes from {entries.address}, at most {entries.most} before the end mark. Index (from 0) of the first one equal to the byte {wanted.address} to {place.address}, $FF if the end comes first. The mark itself never matches.",
        f"How do I search a list whose end is marked with ${entries.end:02X}? It starts at {entries.address} and has up to {entries.most} bytes; key {wanted.address}; result index or $FF in {place.address}. Don't report the terminator.",
        f"for i = 0; a[i] != ${entries.end:02X}; ++i: if a[i] == byte[{wanted.address}]: byte[{place.address}] = i, done. Else byte[{place.address}] = $FF. a = bytes at {entries.address}, at most {entries.most} of them.",
        f"My spell book at {entries.address} lists spell numbers, then ${entries.end:02X}. (No more than {entries.most} spells.) On which page, counted from 0, is spell {wanted.address}? To {place.address}; not learnt: $FF.",
    )


def two_adding_up(draw: Drawer) -> Made:
    amounts = draw.array(8, draw.one(4, 5, 6, 8))
    goal, fixed, partner = draw.variable(8), draw.variable(8, below=amounts.length), draw.variable(8)
    need = Algorithms(draw).own("need")
    program = (
        put(partner, 0xFF),
        put(need, minus(goal, at(amounts, fixed))),
        Each(
            (amounts,),
            (
                when(
                    Both(check(Here(amounts), "==", need), check(Index(), "!=", fixed)),
                    put(partner, Index()),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds a partner for entry number byte[{fixed.address}] (0 to {amounts.length - 1}) of the {where(amounts)}: the first other entry so that both add up to the byte {goal.address} modulo 256. Its index to {partner.address}, $FF if there is none.",
        f"How do I find j != i with a[i] + a[j] == goal (mod 256)? a: {where(amounts)}; i: byte {fixed.address} (< {amounts.length}); goal: byte {goal.address}. Lowest j, or $FF, to {partner.address}.",
        f"byte[{partner.address}] = min j != i with (a[i] + a[j]) & $FF == byte[{goal.address}], else $FF; i = byte[{fixed.address}] < {amounts.length}; a: {where(amounts)}.",
        f"Two weights must bring the scale to exactly {goal.address} (byte arithmetic, wraps at 256). One of the {amounts.length} weights at {amounts.address} is chosen already, number {fixed.address}, always below {amounts.length}. Which other one completes it? Lowest number, {partner.address}; $FF for none.",
    )


def interval_of(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    lows, highs = draw.one(draw.slots, draw.records)(width, width)
    point, zone = draw.variable(width), draw.variable(8)
    exclusive = draw.maybe(0.4)
    inside = Both(check(point, ">=", Here(lows)), check(point, "<" if exclusive else "<=", Here(highs)))
    program = (put(zone, 0xFF), Each((lows, highs), (when(inside, put(zone, Index()), Stop()),)))
    edge = "not including" if exclusive else "including"
    return program, (
        f"Write a routine that finds the zone of the {size(point)} {point.address}: zones begin at the {where(lows)} and end at the {where(highs)}, {edge} the end. The first zone that contains it goes to {zone.address} as a number from 0; $FF if none does. Unsigned.",
        f"How do I find which interval a value is in? Lower bounds: {where(lows)}; upper bounds: {where(highs)} ({'exclusive' if exclusive else 'inclusive'}). Value {point.address}, {size(point)}. First match or $FF to byte {zone.address}.",
        f"byte[{zone.address}] = min i with lo[i] <= p {'<' if exclusive else '<='} hi[i], else $FF; p = {size(point)}[{point.address}]; lo: {where(lows)}; hi: {where(highs)}.",
        f"Music changes by zone. The hero's x is {point.address} ({size(point)}); left edges are the {where(lows)}, right edges the {where(highs)} (the right edge {'no longer belongs' if exclusive else 'still belongs'} to the zone). Zones may overlap, the lowest number wins; put it in {zone.address}, or $FF outside of all.",
    )


def best_below(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    prices = draw.array(width, draw.one(4, 6, 8, 10, 12))
    money, bought = draw.variable(width), draw.variable(8)
    best = Algorithms(draw).own("best", width)
    better = Both(check(Here(prices), "<=", money), check(Here(prices), ">=", best))
    program = (
        put(bought, 0xFF),
        put(best, 0),
        Each((prices,), (when(better, put(best, Here(prices)), put(bought, Index())),)),
    )
    return program, (
        f"Write a routine that finds the largest of the {where(prices)} that does not exceed the {size(money)} {money.address}: index to {bought.address}, of equal ones the last; $FF if all exceed it.",
        f"How do I find the greatest element <= x? Elements: {where(prices)}, unsorted, unsigned; x: {size(money)} {money.address}. Index (from 0; last one on ties) or $FF into the byte {bought.address}.",
        f"byte[{bought.address}] = i with the greatest a[i] <= {size(money)}[{money.address}], the last such i; $FF if there is none; a: {where(prices)}.",
        f"The rich customer takes the dearest thing he can pay with {money.address} ({size(money)}). Prices: {where(prices)}. Which number goes over the counter? {bought.address}; on equal prices the one furthest back; $FF if he can afford nothing.",
    )


def smallest_missing(draw: Drawer) -> Made:
    numbers, free = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    again = Algorithms(draw).own("again")
    first = draw.one(0, 1)
    program = (
        put(free, first),
        put(again, 1),
        While(
            check(again, "!=", 0),
            (
                put(again, 0),
                Each((numbers,), (when(check(Here(numbers), "==", free), put(again, 1)),)),
                when(check(again, "!=", 0), more(free)),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the smallest number from {first} on that does not occur among the {where(numbers)} and stores it at {free.address}.",
        f"How do I get the lowest unused id? Used ids: {where(numbers)}, in any order, repeats possible. Ids start with {first}; result byte {free.address}.",
        f"byte[{free.address}] = min n >= {first} with n not in the {where(numbers)}.",
        f"Every ghost has a number; the {numbers.length} of them are at {numbers.address}, a byte each. A new one gets the least number, counted from {first}, that nobody has. Put it in {free.address}.",
    )


def first_repeat(draw: Drawer) -> Made:
    throws = draw.array(8, draw.one(4, 5, 6, 8))
    place = draw.variable(8)
    before = Algorithms(draw).own("before")
    program = (
        put(place, 0xFF),
        put(before, Unary("not", Read(at(throws, 0)))),
        Each(
            (throws,), (when(check(Here(throws), "==", before), put(place, Index()), Stop()), put(before, Here(throws)))
        ),
    )
    return program, (
        f"Write a routine that finds the first of the {where(throws)} that equals the one directly before it, and stores its index (so at least 1) at {place.address}; $FF if no two neighbours are equal.",
        f"How do I detect the first immediate repetition in a list? List: {where(throws)}. Index of the second of the two equal neighbours -> {place.address}, or $FF.",
        f"byte[{place.address}] = min i >= 1 with a[i] == a[i - 1], else $FF; a: {where(throws)}.",
        f"The dice game ends at the first double: two equal throws in a row. Throws are the {where(throws)}. With which throw (counted from 0) does it end? To {place.address}; $FF if it goes on.",
    )


def turning_point(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    heights, peak = draw.array(width, draw.one(5, 6, 8, 10, 12)), draw.variable(8)
    own = Algorithms(draw).own
    before = own("before", width)
    falls = draw.maybe(0.5)
    ends = check(Here(heights), "<" if falls else ">", before)
    program = (
        put(peak, heights.length - 1),
        put(before, at(heights, 0)),
        Each((heights,), (when(ends, put(peak, minus(Index(), 1)), Stop()), put(before, Here(heights)))),
    )
    word = "smaller" if falls else "larger"
    return program, (
        f"Write a routine that finds the first of the {where(heights)} that is followed by a {word} one (unsigned): its index goes to {peak.address}, {heights.length - 1} (the last index) if that never happens.",
        f"How do I find where a sequence first {'descends' if falls else 'ascends'}? Sequence: {where(heights)}. Lowest i with a[i + 1] {'<' if falls else '>'} a[i] to {peak.address}, else {heights.length - 1}.",
        f"byte[{peak.address}] = min i with a[i + 1] {'<' if falls else '>'} a[i], or {heights.length - 1}; a: {where(heights)}; unsigned.",
        f"The ball rolls along {heights.length} heights ({where(heights)}) from the first on as long as the next is not {word}. At which index does it stop? {peak.address}; it cannot go past {heights.length - 1}.",
    )


def count_and_last(draw: Drawer) -> Made:
    marks = draw.one(draw.slots, draw.records)(8)[0]
    mask = 1 << draw.rng.randrange(8)
    count, last = draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        put(last, 0xFF),
        Each((marks,), (when(Bits(Read(Here(marks)), mask, "any"), more(count), put(last, Index())),)),
    )
    return program, (
        f"Write a routine that reports two things about the {where(marks)}: how many have a bit of ${mask:02X} set, to {count.address}, and the index of the last such one, to {last.address} ($FF if there is none).",
        f"How do I count the flagged entries and remember the last? Entries: {where(marks)}; flag mask ${mask:02X}. Count {count.address}, last index {last.address} or $FF.",
        f"byte[{count.address}] = #{{i: a[i] & ${mask:02X}}}; byte[{last.address}] = greatest such i, else $FF; a: {where(marks)}.",
        f"In my guest book ({where(marks)}) ${mask:02X} marks those who paid. How many did, and who was the last of the list to do so? Numbers to {count.address} and {last.address}; $FF in the latter if nobody paid.",
    )


def search_behind_pointer(draw: Drawer) -> Made:
    data, key, place = draw.pointer(), draw.variable(8), draw.variable(8)
    spot = Algorithms(draw).own("spot")
    step = draw.one(1, 1, 2, 4)
    count = data.length // step
    program = (
        put(place, 0xFF),
        put(spot, 0),
        While(
            check(spot, "<", count * step),
            (
                when(check(Pointed(data, Read(spot)), "==", key), put(place, spot), Stop()),
                more(spot, step),
            ),
        ),
    )
    kind = "24-bit" if data.width == 24 else "16-bit"
    every = "" if step == 1 else f", of which only every {step}th (offsets 0, {step}, {2 * step} ...) is looked at"
    every = every.replace("2th", "second").replace("4th", "fourth")
    return program, (
        f"Write a routine that searches the {data.length} bytes to which the {kind} pointer at {data.address} points{every}: the offset of the first one equal to the byte {key.address} goes to {place.address}, $FF if there is none.",
        f"How do I search through a pointer? Pointer: {data.address} (direct page, {kind}), {data.length} bytes there{every}. Key: byte {key.address}. Offset or $FF to {place.address}.",
        f"for o = 0; o < {count * step}; o += {step}: if p[o] == byte[{key.address}]: byte[{place.address}] = o, done; else $FF. p = {kind} pointer in {data.address}.",
        f"Where in the block behind {data.address} ({kind} pointer, {data.length} bytes{every}) is the tile number {key.address}? First offset, into {place.address}; absent: $FF. Leave the pointer alone.",
    )


RECIPES = (
    binary_search,
    search_from_the_end,
    next_from_here,
    first_above,
    nearest_to_target,
    find_the_pair,
    sentinel_search,
    two_adding_up,
    interval_of,
    best_below,
    smallest_missing,
    first_repeat,
    turning_point,
    count_and_last,
    search_behind_pointer,
)
