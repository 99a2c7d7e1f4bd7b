"""Scheduling and voting: deadlines, loads, fitting, aging, ballots, rounds, points, dealing."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Condition,
    Each,
    Expression,
    Here,
    If,
    Index,
    Number,
    Product,
    Read,
    Repeat,
    Statement,
    Stop,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def earliest_deadline(draw: Drawer) -> Made:
    deadlines, pending = draw.one(draw.slots, draw.records)(8, 8)
    chosen = draw.variable(8)
    best = Algorithms(draw).own("best")
    better = Both(check(Here(pending), "!=", 0), check(Here(deadlines), "<", best))
    program = (
        put(chosen, 0xFF),
        put(best, 0xFF),
        Each((deadlines, pending), (when(better, put(best, Here(deadlines)), put(chosen, Index())),)),
    )
    return program, (
        f"Write a routine that chooses the job with the earliest deadline: deadlines are the {where(deadlines)}, and a job is pending if its byte among the {where(pending)} isn't 0. Its number (the first on a tie) goes to {chosen.address}, $FF if there is none; a deadline of $FF is never chosen.",
        f"How do I implement EDF scheduling? deadline: {where(deadlines)}; pending (nonzero): {where(pending)}. Least deadline below $FF among the pending, lowest index first -> byte {chosen.address}, else $FF.",
        f"b = r = $FF; for i < {deadlines.length}: if p[i] and d[i] < b: b = d[i], r = i; byte[{chosen.address}] = r. d: {where(deadlines)}; p: {where(pending)}.",
        f"{deadlines.length} potions brew; the {where(deadlines)} tell when each burns ($FF: never), the {where(pending)} whether anything is in the pot (not 0). Which must be served first? Pot number to {chosen.address}; nothing urgent: $FF; of equals the lower number.",
    )


def least_loaded(draw: Drawer) -> Made:
    loads = draw.one(draw.slots, draw.records)(8)[0]
    job, server = draw.variable(8), draw.variable(8)
    late = draw.maybe(0.3)
    own = Algorithms(draw).own
    best = own("best")
    program: tuple[Statement, ...] = (
        put(best, 0xFF),
        put(server, 0),
        Each(
            (loads,),
            (when(check(Here(loads), "<=" if late else "<", best), put(best, Here(loads)), put(server, Index())),),
        ),
    )
    if not loads.stride:
        program = (*program, put(at(loads, server), plus(at(loads, server), job)))
        effect = f"and the byte {job.address} is added to its load (modulo 256)"
    else:
        program = (*program, put(job, minus(255, best)))
        effect = f"and {job.address} becomes 255 minus its load, the room it has left"
    tie = "last" if late else "first"
    default = "" if late else " (number 0 if all are 255)"
    return program, (
        f"Write a routine that finds the least loaded of {loads.length} servers, loads being the {where(loads)}: the {tie} smallest one's number goes to {server.address}{default}, {effect}.",
        f"How do I balance load? Loads: {where(loads)}, unsigned. {server.address} = index of the minimum ({tie} on ties), {effect}.",
        f"s = {tie} i with a[i] == min(a); byte[{server.address}] = s; {f'a[s] += byte[{job.address}]' if not loads.stride else f'byte[{job.address}] = 255 - a[s]'}; a: {where(loads)}.",
        f"At the mill {loads.length} carts are loaded; what is on each are the {where(loads)}. The miller picks the emptiest ({tie} of equals), whose number is noted in {server.address}, {effect}.",
    )


def first_fit(draw: Drawer) -> Made:
    rooms = draw.array(8, draw.one(4, 5, 6, 8))
    need, chosen = draw.variable(8), draw.variable(8)
    best = draw.maybe(0.4)
    own = Algorithms(draw).own
    tight = own("tightest")
    if best:
        fits: Condition = Both(check(Here(rooms), ">=", need), check(Here(rooms), "<", tight))
        loop = Each((rooms,), (when(fits, put(tight, Here(rooms)), put(chosen, Index())),))
        start: tuple[Statement, ...] = (put(chosen, 0xFF), put(tight, 0xFF))
        rule = "smallest that is large enough (of equals the first; one of exactly 255 is never taken)"
    else:
        loop = Each((rooms,), (when(check(Here(rooms), ">=", need), put(chosen, Index()), Stop()),))
        start = (put(chosen, 0xFF),)
        rule = "first that is large enough"
    spot = at(rooms, chosen)
    program = (*start, loop, when(check(chosen, "!=", 0xFF), put(spot, minus(spot, need))))
    return program, (
        f"Write a routine that allocates byte[{need.address}] units from one of the free blocks, whose sizes are the {where(rooms)}: the {rule}. The block shrinks by the amount and its number goes to {chosen.address}; if none is large enough, $FF and no change.",
        f"How do I do {'best' if best else 'first'}-fit allocation? Sizes: {where(rooms)}; request: byte {need.address}; take the {rule}: size -= request, index -> {chosen.address}; failure: $FF.",
        f"i = the {rule}, i.e. a[i] >= n; found: a[i] -= n, byte[{chosen.address}] = i; otherwise byte[{chosen.address}] = $FF. n = byte[{need.address}]; a: {where(rooms)}.",
        f"A chest has {rooms.length} compartments with room left for so many coins: {where(rooms)}. A purse of {need.address} coins goes whole into the {rule}. Which one ({chosen.address}, $FF if it fits nowhere)? Reduce that one's room.",
    )


def raise_priority(draw: Drawer) -> Made:
    waits, priorities = draw.slots(8, 8)
    patience = draw.rng.randrange(4, 60)
    top = draw.one(7, 9, 15, 31)
    program = (
        Each(
            (waits, priorities),
            (
                more(Here(waits)),
                when(
                    check(Here(waits), ">=", patience),
                    put(Here(waits), 0),
                    when(check(Here(priorities), "<", top), more(Here(priorities))),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets jobs age: each of the {where(waits)} (waiting time) goes up by 1 (8 bits); one that is then at least {patience} becomes 0 again, and the priority in the same place of the {where(priorities)} goes up by 1 if it is below {top}.",
        f"How do I prevent starvation by aging? wait: {where(waits)}; prio: {where(priorities)}. Per tick: ++wait; wait >= {patience}: wait = 0 and, if prio < {top}, ++prio.",
        f"for i < {waits.length}: if ++w[i] >= {patience}: w[i] = 0; if p[i] < {top}: ++p[i]. w = bytes at {waits.address}, p = bytes at {priorities.address}.",
        f"{waits.length} petitioners wait in the king's hall. How long each has waited since his last step forward is in the {where(waits)}, his rank in the {where(priorities)}. An hour passes: after {patience} hours (or more) one starts waiting anew, a rank higher, as long as his rank is under {top}.",
    )


def approval_votes(draw: Drawer) -> Made:
    ballots = draw.one(draw.slots, draw.records)(8)[0]
    candidate, votes, won = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    masks = Table("BitMaskTable", "bit mask", tuple(1 << n for n in range(8)))
    need = ballots.length // 2 + 1
    mask = Algorithms(draw).own("mask")
    program = (
        put(mask, at(masks, candidate)),
        put(votes, 0),
        Each((ballots,), (when(check(masked(Here(ballots), mask), "!=", 0), more(votes)),)),
        put(won, either(check(votes, ">=", need), 1, 0)),
    )
    return program, (
        f"Write a routine that counts approval votes: how many of the {where(ballots)} have bit number byte[{candidate.address}] (0 to 7) set? The count goes to {votes.address}, and {won.address} becomes 1 if it is more than half of {ballots.length} (at least {need}), else 0.",
        f"How do I count a bit given by a variable across ballots? Ballots: {where(ballots)}; bit number {candidate.address} < 8; count -> {votes.address}; majority (>= {need}) -> {won.address} = 1, otherwise 0.",
        f"n = #{{i: a[i] >> byte[{candidate.address}] & 1}}; byte[{votes.address}] = n; byte[{won.address}] = n >= {need}; a: {where(ballots)}; candidate < 8.",
        f"Each of {ballots.length} elders marks everyone he could live with among eight candidates, bit by bit ({where(ballots)}). How many marks has candidate {candidate.address} (0-7)? Write it to {votes.address}; {won.address} is 1 for {need} marks or more, 0 for fewer.",
    )


def knock_out_round(draw: Drawer) -> Made:
    half = draw.one(2, 3, 4, 5, 6, 8)
    strengths = draw.array(8, 2 * half)
    winners = draw.array(8, half)
    own = Algorithms(draw).own
    place = own("place")
    low = draw.maybe(0.3)
    one, other = at(strengths, place), at(strengths, plus(place, 1))
    made = Binary("min" if low else "max", Read(one), Read(other))
    program = (
        put(place, 0),
        Each((winners,), (put(Here(winners), made), more(place, 2))),
    )
    word = "smaller" if low else "larger"
    return program, (
        f"Write a routine that plays a knock-out round: the {where(strengths)} meet in pairs (0 and 1, 2 and 3, ...), and the {word} byte of pair k goes to byte k of the {half} at {winners.address}.",
        f"How do I reduce {2 * half} bytes to {half} by taking the {'minimum' if low else 'maximum'} of neighbouring pairs? In: {strengths.address}; out: {winners.address}; unsigned.",
        f"for k < {half}: w[k] = {'min' if low else 'max'}(a[2k], a[2k + 1]); a = bytes at {strengths.address}, w = bytes at {winners.address}.",
        f"Tournament with {2 * half} knights, {'handicaps' if low else 'strengths'} from {strengths.address} (a byte each). Neighbours fight, the {word} number wins. List the {half} winners' numbers at {winners.address}, in order.",
    )


def rank_points(draw: Drawer) -> Made:
    places = draw.one(draw.slots, draw.records)(8)[0]
    points = Table("PointTable", "point", draw.one((10, 6, 4, 3), (5, 3, 2, 1), (9, 5, 3, 1)))
    total = draw.variable(draw.one(8, 16))
    gain: Expression = Read(at(points, Here(places)))
    if total.width == 16:
        gain = Widened(gain)
    program = (put(total, 0), Each((places,), (when(check(Here(places), "<", 4), more(total, gain)),)))
    return program, (
        f"Write a routine that adds up a driver's points: finishing places of {places.length} races are the {where(places)}, counted from 0; places 0 to 3 bring {', '.join(map(str, points.values))} points, all others nothing. Total to the {size(total)} {total.address}{' (modulo 256)' if total.width == 8 else ''}.",
        f"How do I score placements? Places: {where(places)}; p < 4 gives ({listed(points)})[p], otherwise 0; sum -> {size(total)} {total.address}.",
        f"{size(total)}[{total.address}] = sum(({listed(points)})[p] for p in the {where(places)} if p < 4).",
        f"The season of the snail races: {places.length} races, my snail's places in the {where(places)} (0 is the win). There are {points.values[0]} points for a win, then {', '.join(map(str, points.values[1:]))} for the next places. How many has it got? {total.address}, a {size(total)}.",
    )


def work_off(draw: Drawer) -> Made:
    jobs = draw.array(8, draw.one(3, 4, 5, 6, 8))
    budget, left = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    cell = at(jobs, place)
    program = (
        put(left, budget),
        put(place, 0),
        While(
            check(place, "<", jobs.length),
            (
                when(check(cell, ">", left), put(cell, minus(cell, left)), put(left, 0), Stop()),
                less(left, cell),
                put(cell, 0),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that spends byte[{budget.address}] units of work on the {where(jobs)} in order: each job is reduced as far as the units go; a job that needs more than is left keeps the rest, and there it ends. What remains after all jobs (0 if not) goes to {left.address}.",
        f"How do I pay off a list front to back? Debts: {where(jobs)}; money: byte {budget.address} (kept). Debt <= money: money -= debt, debt = 0; otherwise debt -= money, money = 0, done. Left over: byte {left.address}.",
        f"m = byte[{budget.address}]; for i < {jobs.length}: if a[i] > m: a[i] -= m, m = 0, break; m -= a[i], a[i] = 0. byte[{left.address}] = m; a = bytes at {jobs.address}.",
        f"A flood of {budget.address} buckets meets {jobs.length} dry ponds in a row, which can still take as many buckets as the {where(jobs)} say. Each fills up before the next gets any. Update what they can take, and tell in {left.address} how many buckets run on behind the last.",
    )


def book_interval(draw: Drawer) -> Made:
    calendar = draw.variable(16)
    slot, answer = draw.variable(8, below=15), draw.variable(8)
    masks = Table("PairMaskTable", "pair mask", tuple(3 << n for n in range(15)), 16)
    mask = Algorithms(draw).own("mask", 16)
    program = (
        put(mask, at(masks, slot)),
        If(
            check(masked(calendar, mask), "==", 0),
            (put(calendar, joined(calendar, mask)), put(answer, 1)),
            (put(answer, 0),),
        ),
    )
    return program, (
        f"Write a routine that books two neighbouring hours: bits n and n + 1 of the word {calendar.address}, n being the byte {slot.address} (0 to 14). If both are clear, set them and put 1 into {answer.address}; otherwise change nothing but {answer.address}, which becomes 0.",
        f"How do I reserve a pair of bits only if both are free? Map: word {calendar.address}; first bit {slot.address} < 15; success 1 / failure 0 to byte {answer.address}.",
        f"m = 3 << byte[{slot.address}] (< 15); if (word[{calendar.address}] & m) == 0: word[{calendar.address}] |= m, byte[{answer.address}] = 1; else byte[{answer.address}] = 0.",
        f"The bathhouse has 16 hours, taken ones are 1 bits in {calendar.address} (two bytes). A guest wants hour {slot.address} (0-14) and the one after it. Are both free, write them down and answer 1 in {answer.address}; is one taken, answer 0 and write nothing down.",
    )


def majority_of_flags(draw: Drawer) -> Made:
    reports = draw.one(draw.slots, draw.records)(8)[0]
    bit = draw.rng.randrange(8)
    verdict = draw.variable(8)
    balance = Algorithms(draw).own("balance")
    program = (
        put(balance, 0),
        Each(
            (reports,),
            (If(Bits(Read(Here(reports)), 1 << bit, "any"), (more(balance),), (less(balance),)),),
        ),
        put(verdict, either(check(balance, ">", 0, signed=True), 1, 0)),
    )
    return program, (
        f"Write a routine that takes a vote on bit {bit} of the {where(reports)}: {verdict.address} becomes 1 if more of them have it set than clear, else 0 (also on a tie).",
        f"How do I find out whether most bytes have ${1 << bit:02X} set? {where(reports)}; strictly more than half: byte {verdict.address} = 1, otherwise 0.",
        f"byte[{verdict.address}] = #(a[i] & ${1 << bit:02X}) > {reports.length} / 2 (exact half is not enough) ? 1 : 0; a: {where(reports)}.",
        f"{reports.length} scouts report ({where(reports)}); bit {bit} says whether one has seen the dragon. Do more say yes than no? {verdict.address} = 1 for that, 0 if not or if they are evenly split.",
    )


def deal_out(draw: Drawer) -> Made:
    hands = draw.array(8, draw.one(2, 3, 4, 5, 6))
    amount, start = draw.variable(8, below=40), draw.variable(8, below=hands.length)
    own = Algorithms(draw).own
    spot = own("spot")
    program = (
        put(spot, start),
        Repeat(
            Read(amount),
            (
                more(at(hands, spot)),
                more(spot),
                when(check(spot, "==", hands.length), put(spot, 0)),
            ),
        ),
        put(start, spot),
    )
    return program, (
        f"Write a routine that deals byte[{amount.address}] cards (0 to 39) one by one to {hands.length} players, whose counts are the bytes from {hands.address} (wrapping): the first to player byte[{start.address}] (below {hands.length}), then the next and so on in a circle. Afterwards {start.address} is the player whose turn would be next.",
        f"How do I distribute n items round-robin? n: byte {amount.address} < 40; counters: {where(hands)}; position {start.address} < {hands.length}, advanced by n modulo {hands.length}; each visited counter + 1.",
        f"repeat byte[{amount.address}] (< 40) times: ++h[p]; p = (p + 1) % {hands.length}; p = byte[{start.address}] < {hands.length}, h = bytes at {hands.address}.",
        f"{amount.address} gold pieces (39 at most) are passed along the table, one each, beginning with robber {start.address}, of {hands.length} robbers sitting in a ring (numbers from 0). What each has is a byte from {hands.address}. Remember in {start.address} with whom to go on next time.",
    )


def overdue_count(draw: Drawer) -> Made:
    due = draw.one(draw.slots, draw.records)(draw.one(8, 16))[0]
    now, late, fine = draw.variable(due.width), draw.variable(8), draw.variable(16)
    rate = draw.rng.randrange(2, 12)
    program = (
        put(late, 0),
        Each((due,), (when(check(Here(due), "<", now), more(late)),)),
        put(fine, Product(Read(late), Number(rate))),
    )
    return program, (
        f"Write a routine that counts the overdue ones among the {where(due)} (smaller than the {size(now)} {now.address}, unsigned): the number goes to {late.address}, {rate} times that to the word {fine.address}.",
        f"How do I total late fees? Due dates: {where(due)}; today: {size(now)} {now.address}; late means date < today. Count -> byte {late.address}; fee of {rate} each -> word {fine.address}.",
        f"n = #{{i: a[i] < {size(now)}[{now.address}]}}; byte[{late.address}] = n; word[{fine.address}] = {rate} * n; a: {where(due)}.",
        f"The library of spells lent out {due.length} scrolls, to be back by the days in the {where(due)}. Today is {now.address} ({size(now)}). How many are late ({late.address}), and what is the fine at {rate} coins a scroll ({fine.address}, two bytes)? Due today is not late.",
    )


RECIPES = (
    earliest_deadline,
    least_loaded,
    first_fit,
    raise_priority,
    approval_votes,
    knock_out_round,
    rank_points,
    work_off,
    book_interval,
    majority_of_flags,
    deal_out,
    overdue_count,
)
