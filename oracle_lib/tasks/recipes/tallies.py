"""Statistics of lists: frequent values, ranks, votes, peaks, windows, errors, scores, shares."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Expression,
    Here,
    If,
    Index,
    Product,
    Read,
    Scaled,
    Statement,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Relation,
    at,
    check,
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


def most_frequent(draw: Drawer) -> Made:
    votes, winner = draw.array(8, draw.one(4, 5, 6, 8, 10)), draw.variable(8)
    own = Algorithms(draw).own
    place, candidate, count, best = own("place"), own("candidate"), own("count"), own("best")
    late = draw.maybe(0.4)
    program = (
        put(best, 0),
        put(place, 0),
        While(
            check(place, "<", votes.length),
            (
                put(candidate, at(votes, place)),
                put(count, 0),
                Each((votes,), (when(check(Here(votes), "==", candidate), more(count)),)),
                when(check(count, ">=" if late else ">", best), put(best, count), put(winner, candidate)),
                more(place),
            ),
        ),
    )
    tie_rule = (
        "of several such values the one whose last occurrence comes last"
        if late
        else "of several such values the one that occurs first"
    )
    return program, (
        f"Write a routine that finds the most frequent value among the {where(votes)} and stores it at {winner.address}; {tie_rule}.",
        f"How do I compute the mode of {votes.length} bytes at {votes.address}? Compare each with all. Result byte {winner.address}; ties: {tie_rule}.",
        f"best = 0; for i < {votes.length}: n = number of a[j] == a[i]; if n {'>=' if late else '>'} best: best = n, byte[{winner.address}] = a[i]; a = bytes at {votes.address}.",
        f"{votes.length} villagers vote for a mayor (candidate numbers, {where(votes)}). Who has most votes? Write the number to {winner.address}. On a draw, take {tie_rule}.",
    )


def count_different(draw: Drawer) -> Made:
    items, kinds = draw.array(8, draw.one(3, 4, 5, 6, 8)), draw.variable(8)
    own = Algorithms(draw).own
    place, before, candidate = own("place"), own("before"), own("candidate")
    program = (
        put(kinds, 0),
        put(place, 0),
        While(
            check(place, "<", items.length),
            (
                put(candidate, at(items, place)),
                put(before, 0),
                While(check(at(items, before), "!=", candidate), (more(before),)),
                when(check(before, "==", place), more(kinds)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts how many different values occur among the {where(items)} and stores the number at {kinds.address}.",
        f"How do I count distinct bytes in an unsorted list? List: {where(items)}; an entry counts if no earlier one equals it. Count -> byte {kinds.address}.",
        f"byte[{kinds.address}] = len(set(a)); a: {where(items)}.",
        f"A poker-like hand of {items.length} cards lies at {items.address} (a byte a card). How many different cards are they? {items.length} if all differ, 1 if all are the same; to {kinds.address}.",
    )


def equal_pairs(draw: Drawer) -> Made:
    dice, pairs = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    more_than = draw.maybe(0.4)
    hit = check(at(dice, first), ">" if more_than else "==", at(dice, second))
    program = (
        put(pairs, 0),
        put(first, 0),
        While(
            check(first, "<", dice.length - 1),
            (
                put(second, plus(first, 1)),
                While(check(second, "<", dice.length), (when(hit, more(pairs)), more(second))),
                more(first),
            ),
        ),
    )
    sign = ">" if more_than else "=="
    what = "in which the earlier one is greater (inversions)" if more_than else "of equal ones"
    return program, (
        f"Write a routine that counts the pairs {what} among the {where(dice)}; every two of them are a pair, neighbours or not. Number to {pairs.address}.",
        f"How do I count all i < j with a[i] {sign} a[j]? a: {where(dice)}, unsigned. Byte {pairs.address}.",
        f"byte[{pairs.address}] = #{{(i, j): i < j < {dice.length}, a[i] {sign} a[j]}}; a = bytes at {dice.address}.",
        f"{'How far from sorted are' if more_than else 'Cribbage: two equal cards make a pair, three of them three pairs. Look at'} the {where(dice)}{'?' if more_than else '.'} Compare every one with every later one and count {'how often the earlier is the greater' if more_than else 'the equal ones'}; the result goes to {pairs.address}.",
    )


def rank_of_one(draw: Drawer) -> Made:
    scores = draw.one(draw.slots, draw.records)(draw.one(8, 16))[0]
    player, rank = draw.variable(8, below=scores.length), draw.variable(8)
    mine = Algorithms(draw).own("mine", scores.width)
    low = draw.maybe(0.4)
    program = (
        put(mine, at(scores, player)),
        put(rank, 1),
        Each((scores,), (when(check(Here(scores), "<" if low else ">", mine), more(rank)),)),
    )
    word = "smaller" if low else "greater"
    return program, (
        f"Write a routine that ranks entry byte[{player.address}] (0 to {scores.length - 1}) of the {where(scores)}: its rank, 1 plus the number of {word} entries (unsigned), goes to {rank.address}.",
        f"How do I get a player's place? Scores: {where(scores)}; player {player.address} (below {scores.length}); place = 1 + how many scores are {word} than his; equal scores share the place. Byte {rank.address}.",
        f"byte[{rank.address}] = 1 + #{{j: a[j] {'<' if low else '>'} a[i]}}; i = byte[{player.address}] < {scores.length}; a: {where(scores)}.",
        f"{'Golf' if low else 'Archery'} with {scores.length} players, results are the {where(scores)}; {'few' if low else 'many'} points are good. At which place, counted from 1, is number {player.address} (always one of the players)? Ties get the better place. To {rank.address}.",
    )


def majority(draw: Drawer) -> Made:
    votes = draw.one(draw.slots, draw.records)(8)[0]
    result = draw.variable(8)
    balance = Algorithms(draw).own("balance")
    program = (
        put(balance, 0),
        put(result, 0),
        Each(
            (votes,),
            (
                If(
                    check(balance, "==", 0),
                    (put(result, Here(votes)), put(balance, 1)),
                    (If(check(Here(votes), "==", result), (more(balance),), (less(balance),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that does the majority vote of Boyer and Moore over the {where(votes)}: with a counter from 0, an element becomes the candidate {result.address} (counter 1) when the counter is 0; otherwise it raises the counter if it equals the candidate and lowers it if not. The last candidate stays in {result.address}.",
        f"How do I find the possible majority element in one pass? Votes: {where(votes)}. count = 0; each v: count == 0 -> cand = v, count = 1; v == cand -> ++count; else --count. cand to byte {result.address}.",
        f"n = 0; for v in the {where(votes)}: if n == 0: c = v, n = 1; elif v == c: ++n; else: --n. byte[{result.address}] = c.",
        f"In the council of {votes.length} ({where(votes)}, a byte is whom someone is for) speakers cancel each other out: a pulpit is empty at first. Who finds it empty takes it with 1 supporter; who is for the same as the one on it adds a supporter; any other drives one away. The name that stood there last belongs in {result.address}, even when its supporters are down to 0.",
    )


def local_peaks(draw: Drawer) -> Made:
    heights, peaks = draw.array(draw.one(8, 8, 16), draw.one(5, 6, 8, 10, 12)), draw.variable(8)
    width = heights.width
    own = Algorithms(draw).own
    before, middle, place = own("before", width), own("middle", width), own("place")
    valley = draw.maybe(0.4)
    sign: Relation = "<" if valley else ">"
    program = (
        put(peaks, 0),
        put(place, 2),
        put(before, at(heights, 0)),
        put(middle, at(heights, 1)),
        While(
            check(place, "<", heights.length),
            (
                when(
                    Both(check(middle, sign, before), check(middle, sign, at(heights, place))),
                    more(peaks),
                ),
                put(before, middle),
                put(middle, at(heights, place)),
                more(place),
            ),
        ),
    )
    word, than = ("valleys", "smaller") if valley else ("peaks", "greater")
    return program, (
        f"Write a routine that counts the {word} in the {where(heights)}: elements that are {than} than both neighbours (unsigned; the first and the last have only one and never count). Number to {peaks.address}.",
        f"How do I count local {'minima' if valley else 'maxima'}? a: {where(heights)}; strict comparison with both neighbours; ends excluded. Byte {peaks.address}.",
        f"byte[{peaks.address}] = #{{0 < i < {heights.length - 1}: a[i] {sign} a[i - 1] and a[i] {sign} a[i + 1]}}; a: {where(heights)}.",
        f"A hiker's profile has {heights.length} points ({where(heights)}). How many {'hollows' if valley else 'summits'} are there, points strictly {'lower' if valley else 'higher'} than the ones before and behind? Start and end are none. To {peaks.address}.",
    )


def longest_climb(draw: Drawer) -> Made:
    days, longest = draw.array(draw.one(8, 8, 16), draw.one(4, 5, 6, 8, 10)), draw.variable(8)
    own = Algorithms(draw).own
    before, run = own("before", days.width), own("run")
    strict = draw.maybe(0.6)
    program = (
        put(longest, 0),
        put(run, 0),
        put(before, at(days, 0)),
        Each(
            (days,),
            (
                when(check(Here(days), "<=" if strict else "<", before), put(run, 0)),
                more(run),
                when(check(run, ">", longest), put(longest, run)),
                put(before, Here(days)),
            ),
        ),
    )
    rule = "greater than" if strict else "not less than"
    return program, (
        f"Write a routine that finds the longest stretch of the {where(days)} in which each is {rule} the one before it, and stores its number of elements (at least 1) at {longest.address}. Unsigned.",
        f"How do I get the length of the longest {'strictly increasing' if strict else 'non-decreasing'} run of neighbours? {where(days)}; length in elements -> byte {longest.address}.",
        f"byte[{longest.address}] = max length of a[i..j] with a[k] {'>' if strict else '>='} a[k - 1] for i < k <= j; a: {where(days)}.",
        f"The stock of my potion shop over {days.length} days is the {where(days)}. For how many days in a row, at best, {'did it rise every day' if strict else 'did it never fall'}? Count the day it began with. Result: {longest.address}.",
    )


def best_window(draw: Drawer) -> Made:
    length, wide = draw.one((6, 3), (8, 3), (8, 4), (10, 4), (12, 3), (12, 5))
    rain, best = draw.array(8, length), draw.variable(16)
    least = draw.maybe(0.3)
    own = Algorithms(draw).own
    total, place = own("total", 16), own("place")
    first: list[Statement] = [
        put(total, Widened(Read(at(rain, 0)))),
        *(more(total, Widened(Read(at(rain, n)))) for n in range(1, wide)),
    ]
    program = (
        *first,
        put(best, total),
        put(place, wide),
        While(
            check(place, "<", length),
            (
                more(total, Widened(Read(at(rain, place)))),
                less(total, Widened(Read(at(rain, minus(place, wide))))),
                when(check(total, "<" if least else ">", best), put(best, total)),
                more(place),
            ),
        ),
    )
    word = "smallest" if least else "largest"
    return program, (
        f"Write a routine that finds the {word} sum of {wide} consecutive bytes among the {where(rain)} and stores it as a word at {best.address}.",
        f"How do I do a sliding window sum? {where(rain)}, window of {wide}; {'minimum' if least else 'maximum'} over all {length - wide + 1} windows, 16-bit, to {best.address}.",
        f"word[{best.address}] = {'min' if least else 'max'} of a[i] + ... + a[i + {wide - 1}], 0 <= i <= {length - wide}; a: {where(rain)}.",
        f"It rained on {length} days ({rain.address}, a byte each). How much fell in the {'driest' if least else 'wettest'} {wide} days in a row? Two bytes, {best.address}.",
    )


def squared_errors(draw: Drawer) -> Made:
    shots = draw.array(8, draw.one(3, 4, 5, 6, 8))
    goal, error = draw.variable(8), draw.variable(16)
    gap = Algorithms(draw).own("gap")
    program = (
        put(error, 0),
        Each(
            (shots,),
            (put(gap, Binary("distance", Read(Here(shots)), Read(goal))), more(error, Product(Read(gap), Read(gap)))),
        ),
    )
    return program, (
        f"Write a routine that adds up the squared differences between the {where(shots)} and the byte {goal.address}; the sum modulo 65536 goes to the word {error.address}.",
        f"How do I compute a sum of squared deviations? Values: {where(shots)}; reference: byte {goal.address}; unsigned; 16-bit wrapping sum at {error.address}.",
        f"word[{error.address}] = sum((a[i] - m)**2) & $FFFF; a: {where(shots)}; m = byte[{goal.address}].",
        f"{shots.length} arrows hit the beam at the places {shots.address} ff. (bytes); the mark is at {goal.address}. The penalty of an arrow is the square of its distance. All penalties together, 16 bits, into {error.address}.",
    )


def two_largest_together(draw: Drawer) -> Made:
    throws, result = draw.array(8, draw.one(3, 4, 5, 6, 8)), draw.variable(16)
    own = Algorithms(draw).own
    best, second = own("best"), own("second")
    program = (
        put(best, 0),
        put(second, 0),
        Each(
            (throws,),
            (
                If(
                    check(Here(throws), ">", best),
                    (put(second, best), put(best, Here(throws))),
                    (when(check(Here(throws), ">", second), put(second, Here(throws))),),
                ),
            ),
        ),
        put(result, plus(Widened(Read(best)), Widened(Read(second)))),
    )
    return program, (
        f"Write a routine that adds the two largest of the {where(throws)} and stores the 16-bit sum at {result.address}; equal largest ones count twice.",
        f"How do I keep the best two of {throws.length}? Bytes from {throws.address}, unsigned; their sum as a word to {result.address}; the list is not sorted and stays as it is.",
        f"word[{result.address}] = sum(sorted(a)[-2:]); a: {where(throws)}.",
        f"Of {throws.length} throws ({throws.address}, bytes) only the best two count in this tavern. What does the player get? Add them into {result.address}, two bytes. If the best was thrown twice, that's both.",
    )


def lowest_and_highest(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    values = draw.one(draw.slots, draw.records)(width)[0]
    low, high = draw.variable(width), draw.variable(width)
    program = (
        put(low, at(values, 0)),
        put(high, at(values, 0)),
        Each(
            (values,),
            (
                when(check(Here(values), "<", low), put(low, Here(values))),
                when(check(Here(values), ">", high), put(high, Here(values))),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds both the smallest and the largest of the {where(values)} (unsigned) and stores them at {low.address} and {high.address}, {size(low)}s.",
        f"How do I get min and max in one pass? {where(values)}, unsigned; min to {size(low)} {low.address}, max to {size(high)} {high.address}.",
        f"{size(low)}[{low.address}], {size(high)}[{high.address}] = min(a), max(a); a: {where(values)}.",
        f"The herald announces the shortest and the tallest knight. Heights are the {where(values)}. The smaller figure goes to {low.address}, the greater one to {high.address} ({size(low)}s).",
    )


def index_weighted_sum(draw: Drawer) -> Made:
    stock, result = draw.array(8, draw.one(3, 4, 5, 6, 8, 10)), draw.variable(16)
    first = draw.one(0, 1, 1)
    factor: Expression = plus(Index(), first) if first else Index()
    program = (put(result, 0), Each((stock,), (more(result, Product(Read(Here(stock)), factor)),)))
    return program, (
        f"Write a routine that multiplies each of the {where(stock)} by its number, counted from {first}, adds the products up (modulo 65536) and stores the word at {result.address}.",
        f"How do I compute the index-weighted sum of {stock.length} bytes at {stock.address}? Weights {first}, {first + 1}, {first + 2} ...; 16 bits to {result.address}.",
        f"word[{result.address}] = sum(a[i] * {f'(i + {first})' if first else 'i'} for i < {stock.length}); a = bytes at {stock.address}.",
        f"Coins of the values {first} to {first + stock.length - 1} lie in {stock.length} purses; how many of each is a byte, from {stock.address} on, in that order. What is it all worth? To {result.address}, as a word.",
    )


def points_of_match(draw: Drawer) -> Made:
    one, other = draw.one(draw.slots, draw.records)(8, 8)
    score = draw.variable(8)
    win, tie = draw.one((2, 1), (3, 1), (1, 0))
    body: tuple[Statement, ...] = (when(check(Here(one), ">", Here(other)), more(score, win)),)
    if tie:
        body = (*body, when(check(Here(one), "==", Here(other)), more(score, tie)))
    program = (put(score, 0), Each((one, other), body))
    what = f"{win} point{'s' * (win > 1)} for each place where the first list's byte is greater" + (
        f" and {tie} for each where they are equal" if tie else ""
    )
    return program, (
        f"Write a routine that scores a match, round by round: the {where(one)} against the {where(other)}. {score.address} gets, from 0, {what} (unsigned, modulo 256).",
        f"How do I award points for pairwise comparison? a: {where(one)}; b: {where(other)}. {what}. Total to the byte {score.address}.",
        f"byte[{score.address}] = sum(a[i] > b[i] ? {win} : {f'a[i] == b[i] ? {tie} : 0' if tie else '0'}); a: {where(one)}; b: {where(other)}.",
        f"{one.length} duels: our fighters' strength is the {where(one)}, theirs the {where(other)}. A win gives us {win}, {f'a draw {tie}' if tie else 'a draw nothing'}, a defeat nothing. Our points belong in {score.address}.",
    )


def range_sum(draw: Drawer) -> Made:
    sums = draw.array(16, draw.one(4, 6, 8, 10, 12))
    first, last = draw.variable(8, below=sums.length), draw.variable(8, below=sums.length)
    result = draw.variable(16)
    program = (
        put(result, at(sums, last)),
        when(check(first, "!=", 0), less(result, at(sums, minus(first, 1)))),
    )
    return program, (
        f"Write a routine that answers a range query from prefix sums: entry i of the {where(sums)} is the sum of elements 0 to i. The sum of elements byte[{first.address}] to byte[{last.address}] (both below {sums.length}), i.e. entry last minus entry first - 1 (nothing to subtract for first = 0), goes to the word {result.address}, modulo 65536.",
        f"How do I get a range's total out of cumulative sums? p: {where(sums)}; from {first.address}, to {last.address} (inclusive, each < {sums.length}). p[to] - (from ? p[from - 1] : 0) to word {result.address}, wrapping.",
        f"word[{result.address}] = p[j] - (i > 0 ? p[i - 1] : 0); i = byte[{first.address}], j = byte[{last.address}], both < {sums.length}; p: {where(sums)}.",
        f"Milestones: word i of the {sums.length} at {sums.address} says how far it is from the start to the end of stage i. How long are stages {first.address} through {last.address} together? Take the far end's figure and, unless it begins with stage 0, subtract the figure of the stage before. Word {result.address}; stage numbers are under {sums.length}.",
    )


def share_above(draw: Drawer) -> Made:
    length = draw.one(4, 8, 10, 16, 20)
    values, limit, percent = draw.array(8, length), draw.rng.randrange(20, 220), draw.variable(8)
    count = Algorithms(draw).own("count")
    each = 100 // length
    exact = 100 % length == 0
    scale = each if exact else 256 // length
    program = (
        put(count, 0),
        Each((values,), (when(check(Here(values), ">=", limit), more(count)),)),
        put(percent, Scaled(Read(count), scale)),
    )
    unit = "percent" if exact else "256ths"
    wrap = "" if exact else " (all of them: 256, stored as 0)"
    return program, (
        f"Write a routine that tells which share of the {where(values)} is {limit} or more, in {unit}{wrap}: {scale} for each such byte, to {percent.address}.",
        f"How do I get the {'percentage' if exact else 'fraction (of 256)'} of values >= {limit}? Values: {where(values)}; result byte {percent.address} = count * {scale}{wrap}.",
        f"byte[{percent.address}] = {scale} * #{{i < {length}: a[i] >= {limit}}}{'' if exact else ' & $FF'}; a = bytes at {values.address}.",
        f"{length} pupils took the test; points are bytes from {values.address}. {limit} points are needed. The rate of success in {unit}{wrap}, every pupil being {scale}, is to be shown in {percent.address}.",
    )


RECIPES = (
    most_frequent,
    count_different,
    equal_pairs,
    rank_of_one,
    majority,
    local_peaks,
    longest_climb,
    best_window,
    squared_errors,
    two_largest_together,
    lowest_and_highest,
    index_weighted_sum,
    points_of_match,
    range_sum,
    share_above,
)
