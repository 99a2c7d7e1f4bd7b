"""Arithmetic over whole lists for one purpose: wages, taxes, healing, grades, signs apart, shares, quakes, bad records."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Expression,
    Fill,
    Fold,
    Half,
    Here,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    at,
    check,
    joined,
    less,
    less_down_to,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def wages_for_all(draw: Drawer) -> Made:
    skill, days = draw.slots(8, 8)
    money, unpaid = draw.variable(16), draw.variable(8)
    wage = Algorithms(draw).own("wage", 16)
    rate_mask = draw.one(15, 31, 63)
    program = (
        put(unpaid, 0),
        Each(
            (skill, days),
            (
                put(wage, Product(masked(Here(skill), rate_mask), Read(Here(days)))),
                If(
                    check(money, ">=", wage),
                    (less(money, wage), put(Here(days), 0)),
                    (more(unpaid),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for pay day: {skill.length} workers have a daily rate (rate byte & {rate_mask}) in the {skill.length} bytes from {skill.address} and days worked in as many bytes from {days.address}. In order, each gets rate * days from the word {money.address} if that is enough, and his days become 0; who can't be paid in full gets nothing, keeps his days and is counted in {unpaid.address}.",
        f"How do I pay a list of workers until money runs short? Rates {skill.address} (low {rate_mask.bit_length()} bits), days {days.address}, {skill.length} bytes each; money word {money.address}. rate * days <= money: subtract, days = 0; else skip him and ++{unpaid.address} (from 0).",
        f"u = 0; for i < {skill.length}: w = (r[i] & {rate_mask}) * d[i]; if m >= w: m -= w, d[i] = 0; else ++u; byte[{unpaid.address}] = u; r = bytes {skill.address}, d = bytes {days.address}, m = word[{money.address}].",
        f"payroll: rates {skill.address} & {rate_mask}, days {days.address} (cleared when paid), {skill.length} men, purse {money.address} (u16); unpaid -> {unpaid.address}",
        f"The foreman goes along his {skill.length} men. Each has earned his day rate ({skill.address} ff., only the lower {rate_mask.bit_length()} bits) for every day at {days.address} ff. If the box ({money.address}, 16 bits) still holds so much, he pays it and wipes the days; if not, the man waits, though the next one may be cheaper. How many wait goes to {unpaid.address}.",
    )


def tax_on_surplus(draw: Drawer) -> Made:
    [accounts] = draw.one(draw.slots, draw.records)(16)
    treasury, taxed = draw.variable(16), draw.variable(8)
    limit, shift = draw.one(100, 500, 1000, 5000), draw.one(1, 2, 3, 4)
    part = Algorithms(draw).own("tax", 16)
    program = (
        put(taxed, 0),
        Each(
            (accounts,),
            (
                when(
                    check(Here(accounts), ">", limit),
                    put(part, shr(minus(Here(accounts), limit), shift)),
                    less(Here(accounts), part),
                    more(treasury, part),
                    more(taxed),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that taxes wealth: from each of the {where(accounts)} that is above {limit}, 1/{1 << shift} of what exceeds {limit} (rounded down) is moved to the treasury word {treasury.address} (which wraps). {taxed.address} counts the accounts above {limit}.",
        f"How do I skim a list of accounts? {where(accounts)}, unsigned; x > {limit}: t = (x - {limit}) >> {shift}, x -= t, word {treasury.address} += t; number of such accounts to byte {taxed.address}.",
        f"n = 0; for x in the {where(accounts)}: if x > {limit}: t = (x - {limit}) / {1 << shift}; x -= t; word[{treasury.address}] += t; ++n; byte[{taxed.address}] = n.",
        f"{where(accounts)}: 1/{1 << shift} of the part over {limit} goes to {treasury.address} (u16, wraps), rich ones counted in {taxed.address}",
        f"Robin visits {accounts.length} nobles; their gold is in {where(accounts)}. {limit} coins he leaves them. Of anything beyond he takes 1/{1 << shift}, in whole coins, to his cave ({treasury.address}, 16 bits, may overflow). I want to know how many of them were rich enough to be visited for real, so above {limit}: {taxed.address}.",
    )


def heal_by_share(draw: Drawer) -> Made:
    health, most = draw.slots(8, 8)
    full = draw.variable(8)
    shift = draw.one(1, 2, 3)
    own = Algorithms(draw).own
    total, top = own("total", 16), own("top", 16)
    program = (
        put(full, 0),
        Each(
            (health, most),
            (
                when(
                    check(Here(health), "!=", 0),
                    put(top, wide(Here(most))),
                    put(total, plus(wide(Here(health)), shr(top, shift))),
                    when(check(total, ">=", top), put(total, top), more(full)),
                    put(Here(health), low(total)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that heals a party: of the {health.length} members those alive (health byte from {health.address} not 0) gain 1/{1 << shift} of their maximum (bytes from {most.address}), rounded down, but end at the maximum if that would reach or pass it. {full.address} counts those who end at the maximum.",
        f"How do I heal everyone by a share of max HP? HP {health.address}, max {most.address}, {health.length} bytes each; dead (0) stay dead; hp = min(max, hp + (max >> {shift})) without 8-bit overflow; those that end at max are counted in {full.address}.",
        f"n = 0; for i < {health.length}: if h[i]: h[i] = min(m[i], h[i] + m[i] / {1 << shift}), n += h[i] == m[i]; byte[{full.address}] = n; h = bytes {health.address}, m = bytes {most.address}.",
        f"party heal 1/{1 << shift} max: hp {health.address}, max {most.address}, n = {health.length}; skip 0 hp; at-max count {full.address}",
        f"The fairy's song does every living hero good by 1/{1 << shift} of what he can have at most (fraction dropped). There are {health.length}; health at {health.address} and on, limits at {most.address} and on. Nobody gets beyond his limit, one who is above comes down to it, the dead don't hear. How many living ones stand at their limit afterwards? {full.address}.",
    )


def grades_from_scores(draw: Drawer) -> Made:
    scores = draw.array(8)
    grades = draw.array(8, scores.length)
    passed = draw.variable(8)
    fair, good, top = sorted(draw.rng.sample(range(20, 240), 3))
    grade = Algorithms(draw).own("grade")
    program = (
        put(passed, 0),
        Each(
            (scores, grades),
            (
                put(grade, 0),
                when(check(Here(scores), ">=", fair), put(grade, 1), more(passed)),
                when(check(Here(scores), ">=", good), put(grade, 2)),
                when(check(Here(scores), ">=", top), put(grade, 3)),
                put(Here(grades), grade),
            ),
        ),
    )
    return program, (
        f"Write a routine that grades the {where(scores)}: below {fair} is 0, from {fair} on 1, from {good} on 2, from {top} on 3. The grades go to {scores.length} bytes at {grades.address}; {passed.address} gets the number of grades other than 0.",
        f"How do I turn scores into grades? {where(scores)} -> {grades.address}, one byte each: how many of {fair}, {good}, {top} the score reaches. Passed (grade 1 or better) -> {passed.address}.",
        f"for i < {scores.length}: g[i] = (s[i] >= {fair}) + (s[i] >= {good}) + (s[i] >= {top}); byte[{passed.address}] = number of g[i] > 0; s = bytes {scores.address}, g = bytes {grades.address}.",
        f"bin {where(scores)} by {fair}/{good}/{top} into {grades.address} (0-3), nonzero count {passed.address}",
        f"Exam at the wizards' school: {scores.length} papers with their points at {scores.address} ff. {top} points make a master (3), {good} a journeyman (2), {fair} an apprentice (1), fewer a kitchen hand (0). Write the ranks to {grades.address} ff. and, to {passed.address}, how many stay out of the kitchen.",
    )


def signs_apart(draw: Drawer) -> Made:
    numbers = draw.array(8, 8, signed=True)
    signs, total = draw.variable(8), draw.variable(16)
    program = (
        put(signs, 0),
        put(total, 0),
        Each(
            (numbers,),
            (
                put(signs, shr(signs, 1)),
                when(
                    check(Here(numbers), "<", 0, signed=True),
                    put(signs, joined(signs, 0x80)),
                    put(Here(numbers), Unary("negate", Read(Here(numbers)))),
                ),
                more(total, wide(Here(numbers))),
            ),
        ),
    )
    return program, (
        f"Write a routine that separates signs from amounts: each of the {where(numbers)}, signed, is replaced by its absolute value (-128 becomes the unsigned 128), bit i of {signs.address} tells whether number i was negative, and the sum of the absolute values goes to the word {total.address}.",
        f"How do I split signed bytes into magnitudes and a sign mask? {where(numbers)}, in place; sign of element i -> bit i of {signs.address} (1 = negative); sum of magnitudes -> word {total.address}.",
        f"for i < 8: bit i of byte[{signs.address}] = a[i] < 0; a[i] = abs(a[i]); word[{total.address}] = sum(a), unsigned; a = int8s at {numbers.address}.",
        f"{where(numbers)} s8 -> |x| in place, signs packed lsb first in {signs.address}, L1 norm {total.address} (u16)",
        f"Eight winds, bytes from {numbers.address}, negative ones blow west. My weather map wants strengths only, in the same bytes, and one byte with the westerly ones marked ({signs.address}, first wind in bit 0). The storm level is all strengths added up: {total.address}, 16 bits.",
    )


def sum_of_packed_digits(draw: Drawer) -> Made:
    [scores] = draw.one(draw.slots, draw.records)(8)
    total = draw.variable(16)
    held = Algorithms(draw).own("held")
    program = (
        put(total, 0),
        Each(
            (scores,),
            (
                put(held, Here(scores)),
                more(total, plus(Scaled(wide(shr(held, 4)), 10), wide(masked(held, 15)))),
            ),
        ),
    )
    told = draw.one("packed BCD", "two decimal digits in nibbles, the tens on top")
    return program, (
        f"Write a routine that adds up the {where(scores)}, which are {told} (10 * high nibble + low nibble, unchecked), to an ordinary binary word at {total.address}.",
        f"How do I total a BCD list in binary? {where(scores)}, {told}; word {total.address} = sum of 10 * (x >> 4) + (x & 15).",
        f"word[{total.address}] = sum((x >> 4) * 10 + (x & 15) for x in the {where(scores)}).",
        f"sum of bcd8s, {where(scores)}, -> u16 {total.address} (binary)",
        f"Each of {scores.length} holes of the golf course has its strokes in {told}: {where(scores)}. My ranking works with normal numbers. How many strokes were it altogether? To {total.address}, 16 bits, digits taken as they are.",
    )


def reject_spikes(draw: Drawer) -> Made:
    samples = draw.array(8)
    count = draw.variable(8)
    limit = draw.one(8, 10, 16, 20, 32, 40)
    before = Algorithms(draw).own("previous")
    program = (
        put(count, 0),
        put(before, at(samples, 0)),
        Each(
            (samples,),
            (
                If(
                    check(Binary("distance", Read(Here(samples)), Read(before)), ">", limit),
                    (put(Here(samples), before), more(count)),
                    (put(before, Here(samples)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that removes spikes from the {where(samples)}: going up from the first, a value that differs by more than {limit} from the one before it (as it is after cleaning) is replaced by that one. {count.address} gets the number of replaced values.",
        f"How do I reject outliers in a sample row? {where(samples)}, in place and in order: |a[i] - a[i-1]| > {limit} -> a[i] = a[i-1] (already cleaned). Replacements -> {count.address}. a[0] stays.",
        f"n = 0; for i in 1..{samples.length - 1}: if abs(a[i] - a[i - 1]) > {limit}: a[i] = a[i - 1], ++n; byte[{count.address}] = n; a = {where(samples)}, unsigned.",
        f"despike {where(samples)}, max step {limit}, hold last good value; count {count.address}",
        f"My light gun's trace, {where(samples)}, has wild readings in it. A reading more than {limit} away from the last one that I trusted isn't trusted: write the trusted one over it. The first I always trust. How many were thrown out goes to {count.address}.",
    )


def interest_both_ways(draw: Drawer) -> Made:
    accounts = draw.array(16, signed=True)
    debtors = draw.variable(8)
    gain, cost = draw.one((5, 4), (6, 4), (4, 3), (5, 3))
    program = (
        put(debtors, 0),
        Each(
            (accounts,),
            (
                If(
                    check(Here(accounts), "<", 0, signed=True),
                    (
                        more(debtors),
                        put(
                            Here(accounts),
                            minus(Here(accounts), shr(Unary("negate", Read(Here(accounts))), cost)),
                        ),
                    ),
                    (put(Here(accounts), plus(Here(accounts), shr(Here(accounts), gain))),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that credits interest on the {where(accounts)}, signed: a negative one grows more negative by 1/{1 << cost} of its amount, any other grows by 1/{1 << gain} of it; both parts are rounded toward 0, and 16 bits may overflow. {debtors.address} gets the number of negative accounts.",
        f"How do I apply different rates to debts and savings? int16: {where(accounts)}; x < 0: x -= (-x) >> {cost}, else x += x >> {gain} (wrapping). Number of negatives (before) -> {debtors.address}.",
        f"n = 0; for x in the {where(accounts)} (int16): if x < 0: x -= -x / {1 << cost}, ++n; else: x += x / {1 << gain}; byte[{debtors.address}] = n. Truncating, mod 65536.",
        f"{where(accounts)} s16: debt +1/{1 << cost}, credit +1/{1 << gain}, truncated, wraps; debtors -> {debtors.address}",
        f"New year at the bank: {accounts.length} balances, signed words from {accounts.address}. Whoever has money gets 1/{1 << gain} on top, whoever owes owes 1/{1 << cost} more, whole coins only (never rounded away from zero). Don't bother about overflow. How many are in debt? {debtors.address}.",
    )


def pools_evaporate(draw: Drawer) -> Made:
    [pools] = draw.one(draw.slots, draw.records)(8)
    cloud, dry = draw.variable(16), draw.variable(8)
    shift = draw.one(1, 2, 3)
    least = draw.one(1, 2, 4)
    part = Algorithms(draw).own("part")
    program = (
        put(dry, 0),
        Each(
            (pools,),
            (
                put(part, Binary("max", shr(Here(pools), shift), Number(least))),
                put(part, Binary("min", Read(part), Read(Here(pools)))),
                less(Here(pools), part),
                more(cloud, wide(part)),
                when(check(Here(pools), "==", 0), more(dry)),
            ),
        ),
    )
    return program, (
        f"Write a routine for evaporation: each of the {where(pools)} loses 1/{1 << shift} (rounded down), but at least {least}, and not more than it has. What all lose is added to the word {cloud.address} (wrapping); {dry.address} gets the number of pools that are empty afterwards.",
        f"How do I drain a list by a fraction with a minimum? {where(pools)}: d = min(x, max(x >> {shift}, {least})); x -= d; word {cloud.address} += d. Zeros left over -> {dry.address}.",
        f"n = 0; for x in the {where(pools)}: d = min(x, max(x / {1 << shift}, {least})); x -= d; word[{cloud.address}] += d; n += x == 0; byte[{dry.address}] = n.",
        f"{where(pools)} -= max(1/{1 << shift}, {least}) each (floor 0), losses into {cloud.address} (u16), empties -> {dry.address}",
        f"Under the desert sun every oasis ({where(pools)}) gives up 1/{1 << shift} of its water a day, never less than {least} as long as there's so much. It rises into the clouds, {cloud.address}, 16 bits. How many oases are dry this evening? To {dry.address}.",
    )


def shares_in_percent(draw: Drawer) -> Made:
    votes = draw.array(8, draw.one(3, 4, 5, 6, 8, 10))
    shares = draw.array(8, votes.length)
    total = draw.variable(8)
    program = (
        put(total, Fold("sum", votes, masked(Here(votes), 15))),
        If(
            check(total, "==", 0),
            (Fill(shares, Number(0)),),
            (
                Each(
                    (votes, shares),
                    (
                        put(
                            Here(shares),
                            low(Quotient(Product(masked(Here(votes), 15), Number(100)), Read(total))),
                        ),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that expresses votes in percent: the low nibbles of the {where(votes)} are counts; their sum goes to {total.address}, and 100 * count / sum, rounded down, to the {shares.length} bytes from {shares.address}. If nobody voted, all of them are 0.",
        f"How do I turn counts into percentages of their total? Counts x & 15 of the {where(votes)}, total to byte {total.address}, percents (floor) to {shares.address}; total 0: all 0.",
        f"v = [x & 15 for x in the {where(votes)}]; byte[{total.address}] = t = sum(v); p[i] = t ? 100 * v[i] / t : 0; p = bytes at {shares.address}.",
        f"percent shares of {where(votes)} (4-bit counts) -> {shares.address}, total {total.address}, floor, 0 if no votes",
        f"{votes.length} candidates for mayor got at most 15 votes each (lower half of the bytes at {votes.address} ff.; the upper half is something else). The notice board shows how many voted ({total.address}) and each one's whole percents ({shares.address} ff.). No votes at all: zeros.",
    )


def quake_hits_all(draw: Drawer) -> Made:
    [health] = draw.one(draw.slots, draw.records)(8)
    seed, fallen = draw.variable(8), draw.variable(8)
    factor, addend, mask = draw.one(5, 9, 13, 17), draw.rng.randrange(1, 256, 2), draw.one(7, 15, 31)
    program = (
        put(fallen, 0),
        Each(
            (health,),
            (
                when(
                    check(Here(health), "!=", 0),
                    put(seed, plus(Scaled(Read(seed), factor), addend)),
                    less_down_to(Here(health), 0, shr(seed, 8 - mask.bit_length())),
                    when(check(Here(health), "==", 0), more(fallen)),
                ),
            ),
        ),
    )
    bits = mask.bit_length()
    return program, (
        f"Write a routine for an earthquake: every living enemy (the {where(health)}, not 0) draws a random number, in order: the seed byte {seed.address} becomes seed * {factor} + ${addend:02X}, and its top {bits} bits (0 to {mask}) are the damage. Health doesn't fall below 0; {fallen.address} counts those who die now.",
        f"How do I deal random damage to all? HP: {where(health)}. For each with hp > 0: s = s * {factor} + ${addend:02X} (byte {seed.address}), hp = max(0, hp - (s >> {8 - bits})). Deaths -> {fallen.address}. The dead draw no number.",
        f"n = 0; for h in the {where(health)}: if h: s = s * {factor} + ${addend:02X}; h = max(0, h - (s >> {8 - bits})); n += h == 0; byte[{fallen.address}] = n; s = byte[{seed.address}], 8 bits.",
        f"quake: {where(health)}, living only, -(rng >> {8 - bits}) floor 0, rng {seed.address} = x{factor} + ${addend:02X} before each; kills {fallen.address}",
        f"The Quake medallion shakes them all: {health.length} enemies, {where(health)}. Whoever still has health takes from 0 to {mask} - advance {seed.address} (times {factor}, plus ${addend:02X}) and use its upper {bits} bits - and may end at 0. Tell me at {fallen.address} how many this one killed; corpses count for nothing and don't touch the seed.",
    )


def drop_bad_records(draw: Drawer) -> Made:
    kind, amount, seal = draw.one(draw.records, draw.slots)(8, 8, 8)
    kept = draw.variable(8)
    mark = draw.one(0, 0xFF)
    bits = draw.one(1, 2, 3)
    mask = (1 << bits) - 1
    total = Algorithms(draw).own("total")
    program = (
        put(kept, 0),
        Each(
            (kind, amount, seal),
            (
                put(total, toggled(plus(Here(kind), Here(amount)), Here(seal))),
                If(Bits(Read(total), mask, "any"), (put(Here(kind), mark),), (more(kept),)),
            ),
        ),
    )
    low_bits = "lowest bit" if bits == 1 else f"lowest {bits} bits"
    return program, (
        f"Write a routine that checks {kind.length} records: type ({where(kind)}), amount ({where(amount)}) and seal ({where(seal)}). A record is sound if the {low_bits} of type + amount equal those of its seal. The type of a bad one becomes ${mark:02X}; the sound ones are counted in {kept.address}.",
        f"How do I invalidate records with a wrong check? Fields: type {where(kind)}; amount {where(amount)}; check {where(seal)}. ((type + amount) ^ check) & {mask} must be 0, else type = ${mark:02X}. Good records -> {kept.address}.",
        f"n = 0; for i < {kind.length}: if ((t[i] + a[i]) ^ c[i]) & {mask}: t[i] = ${mark:02X}; else ++n; byte[{kept.address}] = n; t: {where(kind)}; a: {where(amount)}; c: {where(seal)}.",
        f"validate {kind.length} recs: t {kind.address}, a {amount.address}, c {seal.address} (stride {kind.step}); (t + a - c) mod {1 << bits} == 0 ? count in {kept.address} : t = ${mark:02X}",
        f"Parcels arrive with a kind ({where(kind)}), a weight ({where(amount)}) and a stamp ({where(seal)}). The stamp must agree with kind plus weight in its {low_bits}. Forged parcels are made of kind ${mark:02X}, honest ones counted ({kept.address}).",
    )


def grid_and_count(draw: Drawer) -> Made:
    [places] = draw.one(draw.slots, draw.records)(16)
    moved = draw.variable(8)
    bits = draw.one(2, 3, 4, 5)
    cell = 1 << bits
    held = Algorithms(draw).own("held", 16)
    program = (
        put(moved, 0),
        Each(
            (places,),
            (
                put(held, masked(plus(Here(places), cell // 2), 0x10000 - cell)),
                when(check(held, "!=", Here(places)), put(Here(places), held), more(moved)),
            ),
        ),
    )
    return program, (
        f"Write a routine that snaps the {where(places)} to the nearest multiple of {cell} (from the middle on upwards; 16 bits wrap) and stores at {moved.address} how many were not on one before.",
        f"How do I round coordinates to a grid of {cell} and count the changes? {where(places)}, in place: (x + {cell // 2}) & ${0x10000 - cell:04X}; changed ones -> byte {moved.address}.",
        f"n = 0; for x in the {where(places)}: y = (x + {cell // 2}) & ${0x10000 - cell:04X}; n += y != x; x = y; byte[{moved.address}] = n.",
        f"{where(places)} -> round to {cell}, half up, u16 wrap; moved count {moved.address}",
        f"After dragging objects about in my editor, their coordinates ({where(places)}) should lie on a raster of {cell} pixels again. Bring each to the nearer line, to the upper one if it's exactly between two, and tell me in {moved.address} for how many that made a difference.",
    )


RECIPES = (
    wages_for_all,
    tax_on_surplus,
    heal_by_share,
    grades_from_scores,
    signs_apart,
    sum_of_packed_digits,
    reject_spikes,
    interest_both_ways,
    pools_evaporate,
    shares_in_percent,
    quake_hits_all,
    drop_bad_records,
    grid_and_count,
)
