"""Classic small algorithms on lists: permutations, partitions, stretches, greedy choices, sums."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Each,
    Fill,
    Fold,
    Here,
    If,
    Index,
    Read,
    Shifted,
    Stop,
    Swap,
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
    size,
    value,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def next_permutation(draw: Drawer) -> Made:
    row, last = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    own = Algorithms(draw).own
    low, high = own("low"), own("high")
    program = (
        put(last, 0),
        put(low, row.length - 2),
        While(
            check(at(row, low), ">=", at(row, plus(low, 1))),
            (when(check(low, "==", 0), put(last, 1), put(low, 0xFF), Stop()), less(low)),
        ),
        when(
            check(low, "!=", 0xFF),
            put(high, row.length - 1),
            While(check(at(row, high), "<=", at(row, low)), (less(high),)),
            Swap(at(row, low), at(row, high)),
        ),
        more(low),
        put(high, row.length - 1),
        While(
            check(low, "<", high),
            (Swap(at(row, low), at(row, high)), more(low), less(high)),
        ),
    )
    return program, (
        f"Turn the {where(row)} into their next permutation in lexicographic order (unsigned). If it is the last one they become ascending order and {last.address} = 1, else {last.address} = 0.",
        f"next_permutation(a), a = {where(row)}; wraps to the sorted order with byte[{last.address}] = 1, otherwise 0.",
        f"How do I step through all orders of my {row.length} puzzle pieces ({row.address}, bytes, smallest first in the first order)? From the end, find the first byte that is smaller than the one behind it, swap it with the last byte behind it that is greater, then reverse everything behind its place. If there is no such byte, reverse the whole list and report 1 in {last.address} (0 in all other cases).",
        f"lexicographic successor of {row.address}[{row.length}] in place, flag {last.address} = wrapped around.",
    )


def pairs_within_limit(draw: Drawer) -> Made:
    weights, limit, count = draw.array(8, draw.one(6, 8, 10)), draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    low, high, total = own("low"), own("high"), own("total", 16)
    program = (
        put(count, 0),
        put(low, 0),
        put(high, weights.length - 1),
        While(
            check(low, "<", high),
            (
                put(total, plus(Widened(Read(at(weights, low))), Widened(Read(at(weights, high))))),
                If(
                    check(total, "<=", limit),
                    (more(count), more(low), less(high)),
                    (less(high),),
                ),
            ),
        ),
    )
    return program, (
        f"Fill boats for two: the {where(weights)} are weights, sorted from light to heavy (if not, do the same steps). While at least two are left, take the lightest and the heaviest: if both together are at most the word {limit.address} they share a boat, counted at {count.address} (from 0), otherwise only the heaviest is set aside.",
        f"i = 0, j = {weights.length - 1}, n = 0; while i < j: a[i] + a[j] <= L ? (++n, ++i, --j) : --j; byte[{count.address}] = n. a {where(weights)}, L = word[{limit.address}], 16-bit sums.",
        f"How many rafts carry a pair? Two-pointer method on {weights.length} byte weights at {weights.address}: from both ends, a pair whose sum doesn't exceed {limit.address} (16 bits) goes together, else drop the right one. Pairs to {count.address}.",
        f"boats: two pointers over sorted {weights.address}[{weights.length}], pair if sum <= word {limit.address} -> ++{count.address}, else drop the heavy one.",
    )


def three_way_partition(draw: Drawer) -> Made:
    row, pivot, equal = draw.array(8, draw.one(6, 8, 10)), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    low, place, high = own("low"), own("place"), own("high")
    program = (
        put(low, 0),
        put(place, 0),
        put(high, row.length),
        While(
            check(place, "<", high),
            (
                If(
                    check(at(row, place), "<", pivot),
                    (Swap(at(row, low), at(row, place)), more(low), more(place)),
                    (
                        If(
                            check(at(row, place), ">", pivot),
                            (less(high), Swap(at(row, place), at(row, high))),
                            (more(place),),
                        ),
                    ),
                ),
            ),
        ),
        put(equal, minus(high, low)),
    )
    return program, (
        f"Dutch flag: arrange the {where(row)} so that those below byte[{pivot.address}] come first, then the equal ones, then those above, with the usual one-pass method (low = mid = 0, high = {row.length}; below: swap low and mid, both up; above: high down, swap mid and high; equal: mid up). Number of equal ones to {equal.address}.",
        f"l = m = 0, h = {row.length}; while m < h: a[m] < p ? (swap(a[l], a[m]), ++l, ++m) : a[m] > p ? (--h, swap(a[m], a[h])) : ++m; byte[{equal.address}] = h - l. a {row.address}, p = byte[{pivot.address}].",
        f"How do I sort gems into three kinds in one sweep? {row.length} bytes at {row.address}; smaller than {pivot.address} to the left, greater to the right, same in the middle. Keep three marks: begin of the middle, current place, begin of the right part (at first behind the end). A small one changes places with the first of the middle, both marks up; a large one with the last unseen, right mark down; a same one stays. Middle's size to {equal.address}.",
        f"3-way partition of {row.address}[{row.length}] around [{pivot.address}] (low/mid/high, one pass), equals -> {equal.address}.",
    )


def best_stretch_of_gains(draw: Drawer) -> Made:
    gains, best = draw.array(8, draw.one(6, 8, 10, 12), signed=True), draw.variable(16)
    own = Algorithms(draw).own
    run = own("run", 16)
    program = (
        put(best, 0),
        put(run, 0),
        Each(
            (gains,),
            (
                put(run, plus(run, Widened(Read(Here(gains)), True))),
                when(check(run, "<", 0, signed=True), put(run, 0)),
                when(check(run, ">", best, signed=True), put(best, run)),
            ),
        ),
    )
    return program, (
        f"Find the greatest sum of neighbouring bytes among the {where(gains)} (signed), as a word at {best.address}; the empty stretch with sum 0 counts too.",
        f"r = m = 0; for g of the {where(gains)}, signed: r = max(r + g, 0), m = max(m, r); word[{best.address}] = m.",
        f"How do I find the most profitable period? Daily gains and losses are two's complement bytes, {gains.length} of them from {gains.address}. The best total of any days in a row, or 0 if every stretch loses, goes to {best.address} (16 bits).",
        f"Kadane on s8 {gains.address}[{gains.length}] -> u16 {best.address} (>= 0).",
        f"max subarray sum, empty allowed. in: {gains.length} signed bytes {gains.address}; out: word {best.address}.",
    )


def best_trade(draw: Drawer) -> Made:
    prices = draw.array(draw.one(8, 8, 16), draw.one(6, 8, 10, 12))
    profit = draw.variable(prices.width)
    own = Algorithms(draw).own
    lowest = own("lowest", prices.width)
    program = (
        put(profit, 0),
        put(lowest, (1 << prices.width) - 1),
        Each(
            (prices,),
            (
                put(lowest, Binary("min", Read(lowest), Read(Here(prices)))),
                put(profit, Binary("max", Read(profit), minus(Here(prices), lowest))),
            ),
        ),
    )
    return program, (
        f"What is the greatest profit with one purchase and one later sale? Prices in order of time: the {where(prices)}, unsigned. Profit to the {size(profit)} {profit.address}, 0 if prices only fall.",
        f"m = max over i <= j of p[j] - p[i]; p: {where(prices)}; m -> {size(profit)} {profit.address}.",
        f"How do I rate the player's turnip trading against the best possible? {prices.length} {size(prices)} prices from {prices.address}, one a day. Buy once, sell once, not earlier than bought. The best gain (at least 0) belongs in {profit.address}, {profit.width} bits.",
        f"max rise p[j]-p[i], i<=j, over {prices.address} ({prices.length} {size(prices)}s, unsigned) -> {profit.address}.",
    )


def rain_between_towers(draw: Drawer) -> Made:
    towers, water = draw.array(8, draw.one(6, 8, 10, 12)), draw.variable(16)
    walls = draw.array(8, towers.length)
    own = Algorithms(draw).own
    top, place = own("top"), own("place")
    level = Binary("min", Read(top), Read(at(walls, place)))
    program = (
        put(top, 0),
        Each((towers, walls), (put(top, Binary("max", Read(top), Read(Here(towers)))), put(Here(walls), top))),
        put(water, 0),
        put(top, 0),
        put(place, towers.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                put(top, Binary("max", Read(top), Read(at(towers, place)))),
                more(water, Widened(minus(level, at(towers, place)))),
            ),
        ),
    )
    return program, (
        f"How much rain stays between towers? The {where(towers)} are heights side by side; water over a tower reaches to the lower one of the highest tower up to it from the left and from the right (itself included). Total to the word {water.address}. The running maxima from the left go to the {walls.length} bytes at {walls.address}.",
        f"L[i] = max(h[0..i]) -> bytes {walls.address}; word[{water.address}] = sum of min(L[i], max(h[i..])) - h[i]. h: {where(towers)}.",
        f"How do I fill a terrain with puddles? Column heights: {towers.length} bytes {towers.address}. Keep each column's left maximum (itself counts) in {walls.address} + i, then go back from the right with the right maximum: the puddle in a column is the smaller maximum minus the height. All puddles together: {water.address}, 16 bits.",
        f"trapped water over heights {towers.address}[{towers.length}] -> word {water.address}; prefix maxima kept in {walls.address}.",
    )


def sees_the_sea(draw: Drawer) -> Made:
    houses = draw.array(8, draw.one(5, 6, 8, 10))
    count = draw.variable(8)
    own = Algorithms(draw).own
    top, place = own("top"), own("place")
    highest = draw.variable(8)
    program = (
        put(count, 0),
        put(top, 0),
        put(place, houses.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(check(at(houses, place), ">", top), more(count), put(top, at(houses, place))),
            ),
        ),
        put(highest, top),
    )
    return program, (
        f"The sea is behind the last of the {where(houses)}, which are heights of houses in a row. Count at {count.address} the houses that are higher than every house behind them (and higher than 0); the greatest height goes to {highest.address}.",
        f"t = n = 0; for i = {houses.length - 1} down to 0: if h[i] > t: ++n, t = h[i]; byte[{count.address}] = n, byte[{highest.address}] = t. h {houses.address}.",
        f"How many archers have a free shot to the right? Heights: {houses.length} bytes from {houses.address}, left to right. Free means that everybody further right is strictly lower; height 0 is nobody. Number to {count.address}, the tallest one's height to {highest.address}.",
        f"right-to-left strict maxima of {houses.address}[{houses.length}] (above 0): count {count.address}, greatest {highest.address}.",
    )


def inversions_counted(draw: Drawer) -> Made:
    row, count = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(count, 0),
        put(first, 0),
        While(
            check(first, "<", row.length - 1),
            (
                put(second, plus(first, 1)),
                While(
                    check(second, "<", row.length),
                    (when(check(at(row, first), ">", at(row, second)), more(count)), more(second)),
                ),
                more(first),
            ),
        ),
    )
    return program, (
        f"Count the inversions of the {where(row)}: the pairs of which the earlier byte is greater than the later one. Number to {count.address}.",
        f"byte[{count.address}] = #(i < j: a[i] > a[j]), a: {where(row)}, unsigned.",
        f"How do I measure how unsorted a puzzle row is? {row.length} tiles, bytes at {row.address}. Every two tiles in the wrong order (left one larger), neighbours or not, count one. Total into {count.address}; 0 is sorted.",
        f"Is the 15-puzzle solvable? I need the inversion count of {row.address}[{row.length}] -> {count.address}.",
        f"for all i < j: {count.address} += ({row.address}[i] > {row.address}[j]), starting at 0; {row.length} bytes.",
    )


def mountain_shape(draw: Drawer) -> Made:
    row, answer = draw.array(8, draw.one(4, 5, 6)), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    last = row.length - 1
    program = (
        put(place, 0),
        While(
            check(place, "<", last),
            (when(check(at(row, place), ">=", at(row, plus(place, 1))), Stop()), more(place)),
        ),
        put(answer, place),
        While(
            check(place, "<", last),
            (when(check(at(row, place), "<=", at(row, plus(place, 1))), Stop()), more(place)),
        ),
        when(check(place, "!=", last), put(answer, 0xFF)),
    )
    return program, (
        f"Do the {where(row)} strictly rise up to a summit and strictly fall behind it (either part may be missing)? If so the summit's index goes to {answer.address}, else $FF.",
        f"i = end of the strict rise from 0, j = end of the strict fall from i; byte[{answer.address}] = j == {last} ? i : $FF. a: {where(row)}, unsigned.",
        f"How do I test whether a jump curve has one single peak? {row.length} height bytes at {row.address}. Allowed: up, up, ..., down, down; also only up or only down; equal neighbours are not allowed. Peak's number -> {answer.address}; no such shape -> $FF.",
        f"strictly up then strictly down? {row.address}[{row.length}] -> peak index {answer.address} or $FF.",
    )


def smallest_period(draw: Drawer) -> Made:
    row, period = draw.array(8, draw.one(4, 6, 8)), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(period, 0),
        While(
            check(period, "<", row.length - 1),
            (
                more(period),
                put(place, period),
                While(
                    check(place, "<", row.length),
                    (
                        when(check(masked(at(row, place), 1), "!=", masked(at(row, minus(place, period)), 1)), Stop()),
                        more(place),
                    ),
                ),
                when(check(place, "==", row.length), Stop()),
            ),
        ),
        when(check(place, "!=", row.length), put(period, row.length)),
    )
    return program, (
        f"Find the smallest period of a rhythm: bit 0 of each of the {where(row)} is a beat; the least p >= 1 such that every beat from number p on equals the one p places before it ({row.length} if no smaller one fits). To {period.address}.",
        f"byte[{period.address}] = least p in 1..{row.length} with b[i] == b[i - p] for all i >= p; b[i] = bit 0 of byte i of the {where(row)}.",
        f"How do I find out after how many steps a drum pattern repeats? {row.length} steps at {row.address}, only the lowest bit of each byte counts. I want the shortest repeat length (a partial last repeat is fine), at most {row.length}, in {period.address}.",
        f"shortest repeat of the bit-0 pattern in {row.address}[{row.length}] -> {period.address} (1..{row.length}).",
    )


def deepest_drop(draw: Drawer) -> Made:
    heights = draw.array(draw.one(8, 8, 16), draw.one(6, 8, 10))
    drop, index = draw.variable(heights.width), draw.variable(8)
    own = Algorithms(draw).own
    top, fall = own("top", heights.width), own("fall", heights.width)
    program = (
        put(drop, 0),
        put(index, 0),
        put(top, 0),
        Each(
            (heights,),
            (
                put(top, Binary("max", Read(top), Read(Here(heights)))),
                put(fall, minus(top, Here(heights))),
                when(check(fall, ">", drop), put(drop, fall), put(index, Index())),
            ),
        ),
    )
    return program, (
        f"Greatest fall below an earlier maximum in the {where(heights)} (unsigned): its size to the {size(drop)} {drop.address}, the index where it is reached (the first, 0 if nothing ever falls) to {index.address}.",
        f"t = d = 0; for i, h: t = max(t, h); if t - h > d: d = t - h, byte[{index.address}] = i (0 at first); {size(drop)}[{drop.address}] = d. h: {where(heights)}.",
        f"How do I find the worst setback in a race log? Leads: {heights.length} {size(heights)}s from {heights.address}, in time order. For each moment take the best lead so far minus the lead now; the largest of these goes to {drop.address}, the first moment it occurred to {index.address}.",
        f"max drawdown of {heights.address}[{heights.length}] ({size(heights)}s) -> {drop.address}, position {index.address}.",
    )


def stones_reach_far_bank(draw: Drawer) -> Made:
    jumps, reach = draw.array(8, draw.one(6, 8, 10, 12)), draw.variable(8)
    mask = draw.one(1, 3, 3)
    bits = {1: "bit 0", 3: "bits 0-1"}[mask]
    program = (
        put(reach, 0),
        Each(
            (jumps,),
            (
                when(check(Index(), ">", reach), Stop()),
                put(reach, Binary("max", Read(reach), plus(Index(), masked(Here(jumps), mask)))),
            ),
        ),
    )
    return program, (
        f"Stepping stones: from stone i one may jump up to as many stones ahead as {bits} of byte i of the {where(jumps)} say. Starting on stone 0, store the farthest stone number that can be reached (it may lie beyond the last one) at {reach.address}.",
        f"r = 0; for i < {jumps.length}: if i > r: break; r = max(r, i + (j[i] & {mask})); byte[{reach.address}] = r. j {jumps.address}.",
        f"How do I check if a level of jumps can be crossed? Jump power of each of {jumps.length} platforms: the low {'bit' if mask == 1 else 'two bits'} of the byte at {jumps.address} + i, counted in platforms; shorter jumps are fine. Write the greatest index within reach from platform 0 to {reach.address}, {jumps.length} and more meaning across.",
        f"jump game on {jumps.address}[{jumps.length}], range = {bits}; farthest index -> {reach.address}.",
    )


def circuit_start(draw: Drawer) -> Made:
    gains = draw.array(8, draw.one(4, 6, 8))
    costs = draw.array(8, gains.length)
    start = draw.variable(8)
    own = Algorithms(draw).own
    tank, total = own("tank", 16), own("total", 16)
    change = minus(Widened(Read(Here(gains))), Widened(Read(Here(costs))))
    program = (
        put(start, 0),
        put(tank, 0),
        put(total, 0),
        Each(
            (gains, costs),
            (
                more(tank, change),
                more(total, change),
                when(check(tank, "<", 0, signed=True), put(tank, 0), put(start, plus(Index(), 1))),
            ),
        ),
        when(check(total, "<", 0, signed=True), put(start, 0xFF)),
    )
    return program, (
        f"A round trip by airship over {gains.length} islands: on island i one gets the fuel in byte i from {gains.address}, and flying on to the next costs byte i from {costs.address}. From which island does it work with an empty tank (always refuelling before flying, never below 0)? The one found by starting behind every island whose flight would run out; $FF if all fuel together is less than all costs. To {start.address}.",
        f"s = t = T = 0; for i < {gains.length}: d = g[i] - c[i], t += d, T += d; if t < 0: t = 0, s = i + 1; byte[{start.address}] = T < 0 ? $FF : s. g {gains.address}, c {costs.address} unsigned bytes, sums signed 16-bit.",
        f"Gas station problem: gas {gains.address}[{gains.length}], cost {costs.address}. Start index or $FF -> {start.address}; one pass, restart behind a station where the running balance gets negative.",
        f"Caravan route in a circle: well i gives byte[{gains.address} + i] water, the way from it to the next takes byte[{costs.address} + i], i < {gains.length}. Where must the caravan start with empty skins to get round? Keep a running balance from well 0 on; each time it drops below 0 it restarts at 0 and the start becomes the well behind. Result in {start.address}, $FF if the water of all wells is less than all ways take.",
    )


def candies_by_rating(draw: Drawer) -> Made:
    ratings, total = draw.array(8, draw.one(4, 6, 8)), draw.variable(8)
    candies = draw.array(8, ratings.length)
    own = Algorithms(draw).own
    place, before = own("place"), own("before")
    program = (
        Fill(candies, value(1)),
        put(place, 1),
        While(
            check(place, "<", ratings.length),
            (
                when(
                    check(at(ratings, place), ">", at(ratings, minus(place, 1))),
                    put(at(candies, place), plus(at(candies, minus(place, 1)), 1)),
                ),
                more(place),
            ),
        ),
        put(place, ratings.length - 1),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(
                    check(at(ratings, place), ">", at(ratings, plus(place, 1))),
                    put(before, plus(at(candies, plus(place, 1)), 1)),
                    when(check(at(candies, place), "<", before), put(at(candies, place), before)),
                ),
            ),
        ),
        put(total, Fold("sum", candies, Read(Here(candies)))),
    )
    return program, (
        f"Give {ratings.length} children in a row sweets, at least one each, and whoever has a better mark than a neighbour more than that neighbour, with as few as possible. Marks: bytes from {ratings.address}; sweets to the bytes from {candies.address}, their sum to {total.address}.",
        f"c[i] minimal >= 1 with r[i] > r[i+-1] => c[i] > c[i+-1]; byte[{total.address}] = sum(c). r {where(ratings)}, c bytes {candies.address}.",
        f"How do I reward a party fairly? Ratings {ratings.address}, {ratings.length} bytes. First everybody gets 1 (list {candies.address}); from the left, one better rated than his left neighbour gets one more than him; then from the right, one better rated than his right neighbour has at least one more than him. Total -> {total.address}.",
        f"candy distribution, ratings {ratings.address}[{ratings.length}], result {candies.address}, total {total.address} (min 1 each, more than a lower rated neighbour).",
    )


def cheapest_stairs(draw: Drawer) -> Made:
    costs, total = draw.array(8, draw.one(5, 6, 8, 10)), draw.variable(16)
    own = Algorithms(draw).own
    one, two, now = own("one", 16), own("two", 16), own("now", 16)
    program = (
        put(one, 0),
        put(two, 0),
        Each(
            (costs,),
            (
                put(now, plus(Binary("min", Read(one), Read(two)), Widened(Read(Here(costs))))),
                put(two, one),
                put(one, now),
            ),
        ),
        put(total, Binary("min", Read(one), Read(two))),
    )
    return program, (
        f"A staircase of {costs.length} steps, treading on step i costs byte i from {costs.address}. Beginning below it one climbs one or two steps at a time, and the top is above the last step. Least total cost to the word {total.address}.",
        f"a = b = 0; for c of the {where(costs)}: a, b = min(a, b) + c, a; word[{total.address}] = min(a, b).",
        f"How do I find the cheapest way over {costs.length} toll bridges if every second one may be skipped (never two in a row)? Tolls: bytes at {costs.address}. The least sum goes to {total.address}, 16 bits.",
        f"min cost climbing stairs (steps of 1 or 2), {costs.address}[{costs.length}] bytes -> word {total.address}.",
    )


def richest_without_neighbours(draw: Drawer) -> Made:
    houses, loot = draw.array(8, draw.one(5, 6, 8, 10)), draw.variable(16)
    own = Algorithms(draw).own
    taken, left, held = own("taken", 16), own("left", 16), own("held", 16)
    program = (
        put(taken, 0),
        put(left, 0),
        Each(
            (houses,),
            (
                put(held, plus(left, Widened(Read(Here(houses))))),
                put(left, Binary("max", Read(left), Read(taken))),
                put(taken, held),
            ),
        ),
        put(loot, Binary("max", Read(left), Read(taken))),
    )
    return program, (
        f"A thief visits some of {houses.length} houses in a row but never two neighbouring ones. Their worth: bytes from {houses.address}. Store the greatest possible haul in the word {loot.address}.",
        f"word[{loot.address}] = max sum of a[i] with no two adjacent i; a: {where(houses)}.",
        f"How do I compute the best harvest if a picked tree spoils both neighbours? Fruit counts: {houses.length} bytes {houses.address}. Keep two totals while going along: best with this tree picked (best without the previous one plus this), best without it (the larger of the previous two). Final maximum to {loot.address} (16 bits).",
        f"house robber DP over {houses.address}[{houses.length}], result u16 {loot.address}.",
    )


def weights_make_sum(draw: Drawer) -> Made:
    weights = draw.array(8, draw.one(4, 5, 6))
    target, sums, answer = draw.variable(8, below=16), draw.variable(16), draw.variable(8)
    bits = Table("SumBitTable", "bit", tuple(1 << one for one in range(16)), 16)
    own = Algorithms(draw).own
    held, shifted, place = own("held"), own("shifted", 16), own("place")
    program = (
        put(sums, 1),
        put(place, 0),
        While(
            check(place, "<", weights.length),
            (
                put(held, masked(at(weights, place), 15)),
                put(shifted, sums),
                While(
                    check(held, "!=", 0),
                    (put(shifted, Shifted(Read(shifted), "left", 1)), less(held)),
                ),
                put(sums, joined(sums, shifted)),
                more(place),
            ),
        ),
        put(answer, either(check(masked(sums, at(bits, target)), "!=", 0), 1, 0)),
    )
    return program, (
        f"Which totals from 0 to 15 can be made with some of the {where(weights)} (low nibbles are the weights, each used at most once)? Bit s of the word {sums.address} becomes 1 for every total s that can be made. {answer.address} = 1 if {target.address} (0 to 15) is one of them, else 0.",
        f"m = 1; for w of the {where(weights)}: m |= m << (w & 15) (16 bits); word[{sums.address}] = m; byte[{answer.address}] = m >> t & 1, t = byte[{target.address}] < 16.",
        f"How do I know if a scale puzzle can be solved? Stones: {weights.length} bytes at {weights.address}, weight in bits 0-3. Collect all reachable sums up to 15 as a 16-bit set in {sums.address} (0 is always in it), and tell in {answer.address} whether the wanted weight {target.address}, below 16, is among them (1/0).",
        f"subset sums 0-15 of nibbles {weights.address}[{weights.length}] -> bit set word {sums.address}; is [{target.address}] in it -> {answer.address}.",
    )


def most_shows_seen(draw: Drawer) -> Made:
    starts = draw.array(8, draw.one(4, 6, 8))
    ends = draw.array(8, starts.length)
    count, free = draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        put(free, 0),
        Each(
            (starts, ends),
            (
                when(
                    check(Here(starts), ">=", free),
                    more(count),
                    put(free, Here(ends)),
                ),
            ),
        ),
    )
    return program, (
        f"Plan a day at the theatre: {starts.length} shows begin at the bytes from {starts.address} and end at those from {ends.address}, listed by their ends. Going through the list, watch every show that doesn't begin before the last watched one's end. Number watched to {count.address}, the end of the last one (0 if none) to {free.address}.",
        f"f = n = 0; for i < {starts.length}: if s[i] >= f: ++n, f = e[i]. s {starts.address}, e {ends.address}, n {count.address}, f {free.address}.",
        f"How do I choose as many non-overlapping events as possible? Greedy over {starts.length} (start, end) pairs in list order: {starts.address} + i, {ends.address} + i, unsigned. Take one if it starts at or after {free.address}, which begins at 0 and then is the end of the last one taken. {count.address} counts.",
        f"interval greedy: {starts.address}/{ends.address} x{starts.length}, take if start >= {free.address} (0 at first), then it = end; taken -> {count.address}.",
    )


RECIPES = (
    next_permutation,
    pairs_within_limit,
    three_way_partition,
    best_stretch_of_gains,
    best_trade,
    rain_between_towers,
    sees_the_sea,
    inversions_counted,
    mountain_shape,
    smallest_period,
    deepest_drop,
    stones_reach_far_bank,
    circuit_start,
    candies_by_rating,
    cheapest_stairs,
    richest_without_neighbours,
    weights_make_sum,
    most_shows_seen,
)
