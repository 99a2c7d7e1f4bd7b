"""Chance: a random byte is given, and a decision, a number, a prize or an order is to come out of it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Field,
    Fold,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Read,
    Repeat,
    Report,
    Saturating,
    Set,
    Shifted,
    Statement,
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
    toggled,
    when,
    where,
)

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def happens(draw: Drawer) -> Made:
    noise, chance = draw.variable(8), draw.rng.randrange(8, 248)
    result = draw.variable(8)
    carry = draw.maybe(0.5)
    lucky = check(noise, "<", chance)
    yes, no = draw.one((1, 0), (0xFF, 0), (0x80, 0))
    program = (Report(lucky),) if carry else (put(result, either(lucky, yes, no)),)
    out = "carry set for yes, clear for no" if carry else f"${yes:02X} (yes) or ${no:02X} (no) goes to {result.address}"
    return program, (
        f"Write a routine that decides with a chance of {chance} in 256: yes if the random byte {noise.address} is below {chance}; answer: {out}.",
        f"How do I make something happen {chance}/256 of the time? Random byte: {noise.address}; it happens when that is < {chance}. {out[0].upper()}{out[1:]}.",
        f"lucky = byte[{noise.address}] < {chance} (unsigned); {out}.",
        f"A critical hit lands in about {chance * 100 // 256} of 100 cases, exactly when the noise in {noise.address} is less than {chance}. The answer: {out}.",
    )


def throw_die(draw: Drawer) -> Made:
    noise, result = draw.variable(8), draw.variable(8)
    sides = draw.one(3, 5, 6, 6, 10, 12, 20)
    first = draw.one(1, 1, 0, draw.rng.randrange(2, 20))
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, noise),
        While(check(rest, ">=", sides), (less(rest, sides),)),
        put(result, plus(rest, first) if first else rest),
    )
    return program, (
        f"Write a routine that throws a die with {sides} sides, numbered from {first} to {first + sides - 1}: the random byte {noise.address} modulo {sides}{f', plus {first}' if first else ''}, to {result.address}.",
        f"How do I get a number from {first} to {first + sides - 1} out of a random byte? Byte {noise.address}: remainder by {sides}{f' + {first}' if first else ''} -> {result.address}. Leave the random byte as it is.",
        f"byte[{result.address}] = byte[{noise.address}] % {sides}{f' + {first}' if first else ''}.",
        f"My board game needs a die. The noise is in {noise.address}; take it modulo {sides}{f', add {first}' if first else ''}, and show the eyes at {result.address}.",
        f"1d{sides}: byte {noise.address} mod {sides}{f' + {first}' if first else ''} into {result.address}; source untouched.",
    )


def two_dice(draw: Drawer) -> Made:
    a, b, result = draw.variable(8), draw.variable(8), draw.variable(8)
    sides = draw.one(4, 8, 16)
    doubles = draw.variable(8)
    one, other = masked(a, sides - 1), masked(b, sides - 1)
    program = (
        put(result, plus(plus(one, other), 2)),
        put(doubles, either(check(one, "==", other), 1, 0)),
    )
    return program, (
        f"Write a routine that throws two {sides}-sided dice: each shows (random byte & ${sides - 1:02X}) + 1, random bytes {a.address} and {b.address}. The sum goes to {result.address}, and {doubles.address} becomes 1 if both show the same, else 0.",
        f"How do I roll 2d{sides}? Noise {a.address} and {b.address}, low bits only, 1 to {sides} each; total to {result.address}; doubles flag (1/0) to {doubles.address}.",
        f"d1 = (byte[{a.address}] & ${sides - 1:02X}) + 1; d2 = (byte[{b.address}] & ${sides - 1:02X}) + 1; byte[{result.address}] = d1 + d2; byte[{doubles.address}] = d1 == d2.",
        f"A throw moves the token by two dice ({sides} sides, from the low bits of {a.address} and of {b.address}, counted from 1). Steps to {result.address}. A double, told by 1 in {doubles.address} (otherwise 0), gives another turn.",
        f"Dice pair, {sides} sides each: faces = low bits of {a.address} / {b.address} plus 1; sum -> {result.address}; equal faces -> {doubles.address} = 1, else 0.",
    )


def drop_item(draw: Drawer) -> Made:
    noise, result = draw.variable(8), draw.variable(8)
    bounds = sorted(draw.rng.sample(range(10, 250), draw.one(2, 2, 3)))
    items = [draw.rng.randrange(1, 256) for _ in bounds]
    nothing = draw.one(0, 0, 0xFF)
    body: tuple[Statement, ...] = (put(result, nothing),)
    for bound, item in zip(reversed(bounds), reversed(items), strict=True):
        body = (If(check(noise, "<", bound), (put(result, item),), body),)
    listed = ", ".join(f"${item:02X} below {bound}" for bound, item in zip(bounds, items, strict=True))
    first = " : ".join(f"r < {bound} ? ${item:02X}" for bound, item in zip(bounds, items, strict=True))
    return body, (
        f"Write a routine that chooses what an enemy drops by the random byte {noise.address}: {listed} (the first that fits), else ${nothing:02X}. The item goes to {result.address}.",
        f"How do I code a drop chance table? Random {noise.address}, item to {result.address}: {listed}; tested in this order; anything higher: ${nothing:02X}.",
        f"byte[{result.address}] = {first} : ${nothing:02X}; r = byte[{noise.address}], unsigned.",
        f"Grass hides things. Noise {noise.address} says what: item {listed}, each bound counting only if the ones before it did not; nothing (${nothing:02X}) for the rest. Put it in {result.address}.",
        f"Loot by noise byte {noise.address}: {listed}, checked from left to right, otherwise ${nothing:02X}; store in {result.address}.",
    )


def weighted_by_bits(draw: Drawer) -> Made:
    noise, result = draw.variable(8), draw.variable(8)
    bits = draw.one(2, 3, 3, 4)
    low = draw.one(0, 0, 8 - bits, draw.rng.randrange(0, 9 - bits))
    prizes = draw.rng.sample(range(1, 256), 3)
    values = [draw.rng.choice(prizes) for _ in range(1 << bits)]
    table = Table("PrizeTable", "prize", tuple(values))
    listed = ", ".join(f"${one:02X}" for one in values)
    return (put(result, at(table, Field(Read(noise), low, bits))),), (
        f"Write a routine that draws a prize: bits {low} to {low + bits - 1} of the random byte {noise.address} choose an entry of {listed}; store it at {result.address}.",
        f"How do I make weighted random picks with a table of {1 << bits} entries? Table: {listed}. Index: (byte {noise.address} >> {low}) & {(1 << bits) - 1}. Prize to {result.address}.",
        f"byte[{result.address}] = ({listed})[(byte[{noise.address}] >> {low}) & {(1 << bits) - 1}].",
        f"What lies in the chest? One of {1 << bits} lots, {listed}; the more often a thing is listed the likelier it is. The lot's number is the {bits}-bit field from bit {low} of {noise.address}. The thing goes to {result.address}.",
    )


def swap_with_random(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(4, 8, 16, 32))
    noise, place = draw.variable(8), draw.variable(8, below=array.length)
    mask = array.length - 1
    program = (Swap(at(array, place), at(array, masked(noise, mask))),)
    return program, (
        f"Write a routine for one step of a shuffle: exchange entry byte[{place.address}] (0 to {mask}) of the {where(array)} with the entry whose index is the low bits (& ${mask:02X}) of the random byte {noise.address}.",
        f"How do I swap an element with a random one? Array {where(array)}; own index {place.address} < {array.length}; partner index byte {noise.address} & ${mask:02X}.",
        f"swap(a[byte[{place.address}]], a[byte[{noise.address}] & ${mask:02X}]); a: {where(array)}; index < {array.length}.",
        f"I shuffle a deck of {array.length} cards ({array.address}) over many frames. Each frame card number {place.address} (below {array.length}) trades places with the one that the noise {noise.address} points to (its lower bits, ${mask:02X}).",
        f"Shuffle step on the {where(array)}: i = byte[{place.address}] (< {array.length}), j = byte[{noise.address}] & ${mask:02X}, exchange entries i and j.",
    )


def shuffle_by_list(draw: Drawer) -> Made:
    deck = draw.array(8, draw.one(4, 8, 16))
    noise = draw.array(8, deck.length)
    mask = deck.length - 1
    algorithms = Algorithms(draw)
    place, other = algorithms.own("place"), algorithms.own("other")
    program = (
        put(place, 0),
        While(
            check(place, "<", deck.length),
            (
                put(other, masked(at(noise, place), mask)),
                Swap(at(deck, place), at(deck, other)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that shuffles the {where(deck)}: for i from 0 to {mask}, swap entry i with entry (r[i] & ${mask:02X}), where r is a list of {deck.length} random bytes at {noise.address}.",
        f"How do I shuffle {deck.length} bytes at {deck.address} with {deck.length} random bytes from {noise.address}? In rising order: a[i] <-> a[r[i] & ${mask:02X}].",
        f"for i = 0..{mask}: swap(a[i], a[r[i] & ${mask:02X}]); a = bytes {deck.address}, r = bytes {noise.address}.",
        f"Deal the cards anew: {deck.length} of them lie at {deck.address}, one byte each, and the noise for it at {noise.address}, a byte per card. Going through from the first to the last, every card changes places with the one that the low bits (${mask:02X}) of its noise byte name.",
        f"Shuffle {deck.length} bytes at {deck.address} in one go. Partner of entry i is noise byte i ({noise.address} + i) and ${mask:02X}; do i = 0 first, then upwards.",
    )


def within_range(draw: Drawer) -> Made:
    noise, result = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(1, 120)
    count = draw.rng.randrange(3, 100)
    scaled = Half(Product(Read(noise), Number(count)), high=True)
    return (put(result, plus(scaled, low)),), (
        f"Write a routine that scales the random byte {noise.address} to the range {low} to {low + count - 1}: {low} + the high byte of (random * {count}); to {result.address}.",
        f"How do I map a random byte to {low}..{low + count - 1} without dividing? {noise.address} times {count}, take the upper 8 bits of the 16-bit product, add {low}, store at {result.address}.",
        f"byte[{result.address}] = {low} + (byte[{noise.address}] * {count} >> 8).",
        f"A fish weighs at least {low} and at most {low + count - 1}. The noise in {noise.address} (256ths) tells how much: {count} times it, divided by 256 and cut off, on top of the least weight. Result: {result.address}.",
        f"Random in [{low}, {low + count - 1}]: high byte of {count} * byte[{noise.address}], plus {low}, to {result.address}.",
    )


def vary_damage(draw: Drawer) -> Made:
    noise, damage, result = draw.variable(8), draw.variable(8), draw.variable(8)
    spread = draw.one(7, 15, 31)
    base = 255 - spread
    factor = plus(masked(noise, spread), base)
    return (put(result, Half(Product(Read(damage), factor), high=True)),), (
        f"Write a routine that varies damage: multiply the byte {damage.address} by {base} + (random byte {noise.address} & {spread}), divide by 256 (rounded down) and store it at {result.address}.",
        f"How do I make damage fluctuate a little? damage {damage.address}, noise {noise.address}: high byte of damage * ({base} + (noise & ${spread:02X})) to {result.address}.",
        f"byte[{result.address}] = byte[{damage.address}] * ({base} + (byte[{noise.address}] & ${spread:02X})) >> 8.",
        f"No two blows are alike: of {damage.address} points of damage only n/256 get through, with n between {base} and 255, namely {base} plus the low bits (${spread:02X}) of {noise.address}. Whole points to {result.address}.",
    )


def critical_hit(draw: Drawer) -> Made:
    noise, luck = draw.variable(8), draw.variable(8)
    damage, flag = draw.variable(8), draw.variable(8)
    cap = draw.one(255, 255, 99, 200)
    program = (
        put(flag, 0),
        when(
            check(noise, "<", luck),
            put(damage, Saturating("add", Read(damage), Read(damage), cap)),
            put(flag, 1),
        ),
    )
    return program, (
        f"Write a routine for critical hits: if the random byte {noise.address} is below the luck {luck.address}, the damage {damage.address} doubles, but to {cap} at most, and {flag.address} becomes 1; otherwise {flag.address} becomes 0 and the damage stays.",
        f"How do I double damage by luck? noise {noise.address} < luck {luck.address}: damage byte {damage.address} = min(2 * damage, {cap}), flag {flag.address} = 1. Else flag = 0.",
        f"if r < l: d = min(d + d, {cap}), f = 1; else f = 0; r = byte[{noise.address}], l = byte[{luck.address}], d = byte[{damage.address}], f = byte[{flag.address}], unsigned.",
        f'A lucky hero strikes twice as hard. Luck is {luck.address}, noise {noise.address} (luck wins if it is greater); {damage.address} is what the blow costs, never beyond {cap} after doubling. The words "Critical!" appear when {flag.address} is 1, so make it 0 for an ordinary blow.',
        f"Crit check: byte {noise.address} under byte {luck.address}? Then {damage.address} doubles (ceiling {cap}) and {flag.address} = 1. If not: {flag.address} = 0, damage as it is.",
    )


def pity_counter(draw: Drawer) -> Made:
    noise, fails, result = draw.variable(8), draw.variable(8), draw.variable(8)
    base, step = draw.rng.randrange(4, 40), draw.rng.randrange(2, 16)
    chance = Algorithms(draw).own("chance")
    program = (
        put(chance, base),
        Repeat(Read(fails), (put(chance, Saturating("add", Read(chance), Number(step), 255)),)),
        If(
            check(noise, "<", chance),
            (put(fails, 0), put(result, 1)),
            (when(check(fails, "<", 255), more(fails)), put(result, 0)),
        ),
    )
    return program, (
        f"Write a routine with a pity counter: the chance is {base} plus {step} for each failure so far (byte {fails.address}), at most 255. If the random byte {noise.address} is below it, {result.address} becomes 1 and the failures 0; otherwise {result.address} becomes 0 and the failures go up by 1 (not past 255).",
        f"How do I raise a drop chance after every miss? c = min({base} + {step} * misses, 255); misses in {fails.address}; hit if byte {noise.address} < c. Hit: misses = 0, {result.address} = 1. Miss: misses + 1 (saturating at 255), {result.address} = 0.",
        f"c = min({base} + {step} * f, 255); if r < c: f = 0, w = 1; else f = min(f + 1, 255), w = 0; f = byte[{fails.address}], r = byte[{noise.address}], w = byte[{result.address}].",
        f"The rare sword shall not stay away forever. At first it comes when {noise.address} is under {base}; every chest without it ({fails.address} counts them, up to 255) raises that bound by {step}, up to 255. Found: 1 to {result.address}, count back to 0. Not found: 0 to {result.address}, one more on the count.",
    )


def pick_by_weights(draw: Drawer) -> Made:
    weights, noise, result = draw.array(8, draw.one(3, 4, 5, 6, 8)), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, noise),
        put(result, 0xFF),
        Each(
            (weights,),
            (
                when(check(rest, "<", Here(weights)), put(result, Index()), Stop()),
                less(rest, Here(weights)),
            ),
        ),
    )
    return program, (
        f"Write a routine that picks by weights: from the random byte {noise.address} take away the {where(weights)} in turn as long as they fit; the index of the first weight that is larger than what is left is the pick, to {result.address}. If all fit: $FF. The random byte stays.",
        f"How do I choose an index with given weights? Weights: {where(weights)}; r = byte {noise.address}; for each w: r < w -> that index; else r -= w. Result to {result.address}, $FF if none.",
        f"r = byte[{noise.address}]; first i with r < w[i] (after r -= w[0..i-1]); byte[{result.address}] = i or $FF; w: {where(weights)}.",
        f"Spawn table: every one of {weights.length} monsters has a share of 256 ({weights.address}, a byte each). Noise {noise.address} falls into one of the shares, laid end to end; whose is it? Number to {result.address}; $FF if it lies beyond all shares.",
        f"Roulette wheel. Shares: {where(weights)}; ball: byte {noise.address}. Walk the shares, subtracting each from the ball while the ball is not smaller; the index you stop at -> {result.address}; $FF when you run out of shares.",
    )


def other_direction(draw: Drawer) -> Made:
    facing, noise = draw.variable(8, below=4), draw.variable(8)
    rest, turn = Algorithms(draw).own("turn"), draw.one(1, 2, 3)
    program = (
        put(rest, masked(noise, 3)),
        when(check(rest, "==", 0), put(rest, turn)),
        put(facing, masked(plus(facing, rest), 3)),
    )
    return program, (
        f"Write a routine that turns a walker to a different one of four directions: the turn is the low 2 bits of the random byte {noise.address}, but {turn} if they are 0; add it to {facing.address} (0 to 3), modulo 4.",
        f"How do I pick a random new direction that is never the old one? Direction {facing.address} is 0..3; t = byte {noise.address} & 3, 0 replaced by {turn}; direction = (direction + t) & 3.",
        f"t = byte[{noise.address}] & 3; if t == 0: t = {turn}; byte[{facing.address}] = (byte[{facing.address}] + t) & 3.",
        f"When my ghost bumps into a wall it must look elsewhere. {facing.address} holds where it looks (below 4). Turn it by 1 to 3 quarters according to the two lowest bits of {noise.address}; the useless 0 counts as {turn}.",
        f"New facing != old: {facing.address} (0-3) += low two bits of {noise.address}, zero counting as {turn}; keep it 0-3.",
    )


def jitter(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    place, noise = draw.variable(width), draw.variable(8)
    bits = draw.one(2, 3, 4)
    half = 1 << (bits - 1)
    amount = masked(noise, (1 << bits) - 1)
    step = Widened(amount) if width == 16 else amount
    program = (put(place, minus(plus(place, step), half)),)
    top = 1 << width
    return program, (
        f"Write a routine that shakes the {size(place)} {place.address} by chance: add the low {bits} bits of the random byte {noise.address} and subtract {half}, modulo {top} (a change between -{half} and {half - 1}).",
        f"How do I jitter a coordinate? {size(place).title()} {place.address} += (byte {noise.address} & ${(1 << bits) - 1:02X}) - {half}, wrapping.",
        f"{size(place)}[{place.address}] = ({size(place)}[{place.address}] + (byte[{noise.address}] & ${(1 << bits) - 1:02X}) - {half}) mod {top}.",
        f"Flies don't fly straight. In each call {place.address} ({size(place)}) moves by -{half} to +{half - 1}: the lower {bits} bits of {noise.address}, less {half}. Let it wrap.",
        f"Add ({noise.address} & ${(1 << bits) - 1:02X}) - {half} to the {size(place)} at {place.address}; wraps.",
    )


def never_twice(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6, 8)
    noise, last = draw.variable(8), draw.variable(8, below=count)
    pick = Algorithms(draw).own("pick")
    program = (
        put(pick, noise),
        While(check(pick, ">=", count), (less(pick, count),)),
        when(check(pick, "==", last), more(pick), when(check(pick, "==", count), put(pick, 0))),
        put(last, pick),
    )
    return program, (
        f"Write a routine that picks one of {count} songs, not the same twice: the pick is the random byte {noise.address} modulo {count}; if it equals the last one in {last.address} (0 to {count - 1}) take the next, {count - 1} being followed by 0. Store it at {last.address}.",
        f"How do I avoid repeating the last random choice? n = byte {noise.address} % {count}; if n == byte {last.address}: n = (n + 1) % {count}; byte {last.address} = n. The old one is below {count}.",
        f"n = byte[{noise.address}] mod {count}; if n == l: n = (n + 1) mod {count}; l = n; l = byte[{last.address}] < {count}.",
        f"The boss has {count} attacks and shouldn't repeat himself. {last.address} is his last (under {count}). Choose by {noise.address} modulo {count}, go one further round the circle if it is that one again, and remember the choice there.",
        f"Next track, out of {count}: {noise.address} mod {count}, bumped by one (cyclically) if it is what {last.address} has; then it goes to {last.address}, which is always below {count}.",
    )


def encounter(draw: Drawer) -> Made:
    danger, noise, result = draw.variable(8), draw.variable(8), draw.variable(8)
    step, code = draw.rng.randrange(1, 20), draw.rng.randrange(1, 256)
    program = (
        put(danger, Saturating("add", Read(danger), Number(step), 255)),
        when(check(noise, "<", danger), put(danger, 0), put(result, code)),
    )
    return program, (
        f"Write a routine for random encounters: raise the danger {danger.address} by {step}, at most to 255; if the random byte {noise.address} is below it, a fight starts: danger 0, ${code:02X} to {result.address}.",
        f"How do I make fights likelier with every step? danger byte {danger.address} += {step} (saturates at 255); noise {noise.address} < danger: danger = 0 and byte {result.address} = ${code:02X}.",
        f"d = min(d + {step}, 255); if byte[{noise.address}] < d: d = 0, byte[{result.address}] = ${code:02X}; d = byte[{danger.address}].",
        f"Each tile the hero walks in tall grass adds {step} to {danger.address} (which stops at 255). Then the noise {noise.address} is compared: if it's smaller, monsters come, i.e. mode ${code:02X} goes to {result.address} and the danger starts from 0.",
        f"Step counter with a fight at its end: {danger.address} grows by {step} (capped at 255); when byte {noise.address} < that, clear it and write ${code:02X} to {result.address}.",
    )


def weather_change(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5)
    weather, noise = draw.variable(8, below=count), draw.variable(8)
    chances = tuple(draw.rng.randrange(10, 240) for _ in range(count))
    table = Table("ChangeTable", "chance", chances)
    program = (
        when(check(noise, ">=", at(table, weather)), Stop()),
        If(check(weather, "==", count - 1), (put(weather, 0),), (more(weather),)),
    )
    listed = ", ".join(map(str, chances))
    return program, (
        f"Write a routine that lets the weather change by chance: in state byte[{weather.address}] (0 to {count - 1}) the chance is that entry of {listed}; if the random byte {noise.address} is below it, go to the next state ({count - 1} is followed by 0).",
        f"How do I code a random state change whose chance depends on the state? State {weather.address} < {count}; chances {listed} (of 256); noise {noise.address} < chance: state = (state + 1) mod {count}.",
        f"if byte[{noise.address}] < ({listed})[s]: s = (s + 1) mod {count}; s = byte[{weather.address}] < {count}.",
        f"Sun, clouds, rain ... my sky has {count} states ({weather.address}, from 0) and moves on in a circle. How soon depends: it moves when {noise.address} is less than {listed}, in that order of states.",
    )


def bell_curve(draw: Drawer) -> Made:
    noise, result = draw.array(8, draw.one(4, 8)), draw.variable(8)
    shift = noise.length.bit_length() - 1
    base = draw.one(None, None, draw.rng.randrange(1, 20))
    total = Algorithms(draw).own("total", 16)
    extra = draw.one(0, 1, 2)
    made = Half(Shifted(Read(total), "right", shift + extra), high=False)
    program = (
        Set(total, Fold("sum", noise, Widened(Read(Here(noise))))),
        put(result, plus(made, base) if base else made),
    )
    divisor = 1 << (shift + extra)
    return program, (
        f"Write a routine that makes a bell-shaped random number: the sum of the {where(noise)} (16 bits) divided by {divisor}, rounded down{f', plus {base}' if base else ''}; to the byte {result.address}.",
        f"How do I get random values that cluster in the middle? Add {noise.length} random bytes ({noise.address}), shift right by {shift + extra}{f', add {base}' if base else ''}; store at {result.address}.",
        f"byte[{result.address}] = (sum of the {where(noise)}) / {divisor}{f' + {base}' if base else ''}.",
        f"Trees should be of middling height mostly. Take the {noise.length} noise bytes from {noise.address}, sum them up in a word, divide by {divisor}{f', add {base}' if base else ''}. That height goes to {result.address}.",
    )


def slot_machine(draw: Drawer) -> Made:
    reels = [draw.variable(8, below=8) for _ in range(3)]
    a, b, c = reels
    coins, three, two = draw.variable(8), draw.rng.randrange(20, 100), draw.rng.randrange(1, 10)
    same = check(a, "==", b)
    program = (
        If(
            same,
            (
                If(
                    check(b, "==", c),
                    (put(coins, Saturating("add", Read(coins), Number(three), 255)),),
                    (put(coins, Saturating("add", Read(coins), Number(two), 255)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that pays a slot machine: reels {a.address}, {b.address} and {c.address} (each 0 to 7). If all three are equal add {three} to the coins {coins.address}, if only the first two are equal add {two}; the coins stop at 255. Anything else pays nothing.",
        f"How do I score three reels? Bytes {a.address}, {b.address}, {c.address}, below 8. First == second == third: +{three}; first == second but not third: +{two}; to byte {coins.address}, saturating at $FF.",
        f"if a == b: c = min(c + (b == x ? {three} : {two}), 255); a = byte[{a.address}], b = byte[{b.address}], x = byte[{c.address}], all < 8; c = byte[{coins.address}].",
        f"Three wheels turn in my casino, their symbols (0-7) end up in {a.address}, {b.address}, {c.address} from left to right. Three of a kind brings {three} coins, a pair on the left {two}, the rest none. The purse {coins.address} takes no more than 255.",
    )


def lottery(draw: Drawer) -> Made:
    ticket = draw.array(8, draw.one(3, 4, 5, 6))
    drawn, hits, prize = draw.array(8, ticket.length), draw.variable(8), draw.variable(8)
    rising = [0, *sorted(draw.rng.sample(range(1, 250), ticket.length))]
    table = Table("PrizeTable", "prize", tuple(rising))
    same = check(Here(ticket), "==", Here(drawn))
    program = (
        put(hits, 0),
        Each((ticket, drawn), (when(same, more(hits)),)),
        put(prize, at(table, hits)),
    )
    listed = ", ".join(map(str, rising))
    return program, (
        f"Write a routine that checks a lottery ticket: count at {hits.address} how many of the {where(ticket)} equal the byte in the same place of the list drawn at {drawn.address}, and store the prize for that count, an entry of {listed}, at {prize.address}.",
        f"How do I pay by the number of matching places? Ticket {ticket.address}, draw {drawn.address}, {ticket.length} bytes each; hits to {hits.address}; prizes for 0 to {ticket.length} hits: {listed}; prize to {prize.address}.",
        f"h = #(t[i] == d[i], i < {ticket.length}); byte[{hits.address}] = h; byte[{prize.address}] = ({listed})[h]; t = bytes {ticket.address}, d = bytes {drawn.address}.",
        f"The fair draws {ticket.length} numbers ({drawn.address}); the hero bet on {ticket.address} and following. Right number in the right place is a hit. Number of hits to {hits.address}; with 0, 1, 2 ... hits he wins {listed}: write that to {prize.address}.",
        f"Compare {ticket.address} and {drawn.address} place by place ({ticket.length} bytes). Equal places -> {hits.address}; payout ({listed}, by number of hits) -> {prize.address}.",
    )


def catch_chance(draw: Drawer) -> Made:
    health, rate, noise = draw.variable(8), draw.variable(8), draw.variable(8)
    missing = Half(Product(Binary("xor", Read(health), Number(0xFF)), Read(rate)), high=True)
    chance = draw.variable(8)
    caught = draw.variable(8)
    program = (put(chance, missing), put(caught, either(check(noise, "<", chance), 1, 0)))
    return program, (
        f"Write a routine that tries to catch a monster: the chance at {chance.address} is (255 - health {health.address}) * rate {rate.address} / 256, rounded down; {caught.address} becomes 1 if the random byte {noise.address} is below it, else 0.",
        f"How do I make weak monsters easier to catch? chance byte {chance.address} = ((255 - hp) * rate) >> 8, hp {health.address}, rate {rate.address}; caught byte {caught.address} = noise {noise.address} < chance ? 1 : 0.",
        f"c = (255 - byte[{health.address}]) * byte[{rate.address}] >> 8; byte[{chance.address}] = c; byte[{caught.address}] = byte[{noise.address}] < c.",
        f"Throwing the net: what the monster lacks to 255 health ({health.address}) times the net's quality ({rate.address}) in 256ths gives a number that I show at {chance.address}. The catch works (1 in {caught.address}, otherwise 0) if {noise.address} is smaller than that.",
    )


def with_advantage(draw: Drawer) -> Made:
    one, other, luck, result = (draw.variable(8) for _ in range(4))
    bit = 1 << draw.rng.randrange(8)
    program = (
        If(
            Bits(Read(luck), bit, "any"),
            (put(result, Binary("max", Read(one), Read(other))),),
            (put(result, Binary("min", Read(one), Read(other))),),
        ),
    )
    return program, (
        f"Write a routine that throws with luck: of the random bytes {one.address} and {other.address} the larger goes to {result.address} if bit mask ${bit:02X} of {luck.address} is set, else the smaller (unsigned).",
        f"How do I roll with advantage or disadvantage? Two rolls {one.address}, {other.address}; ${bit:02X} in {luck.address}: set -> max, clear -> min; to {result.address}.",
        f"byte[{result.address}] = (byte[{luck.address}] & ${bit:02X}) ? max(a, b) : min(a, b); a = byte[{one.address}], b = byte[{other.address}].",
        f"Blessed heroes may choose the better of two throws, the others get the worse. The blessing is ${bit:02X} in the flags {luck.address}, the throws are {one.address} and {other.address} (bytes, more is better), the outcome goes to {result.address}.",
        f"Mask ${bit:02X} in {luck.address} set: {result.address} = the higher of bytes {one.address} and {other.address}. Clear: the lower. Unsigned.",
    )


def spawn_place(draw: Drawer) -> Made:
    noise, x, y = draw.variable(8), draw.variable(8), draw.variable(8)
    left, top = draw.rng.randrange(8, 64), draw.rng.randrange(8, 64)
    program = (
        put(x, plus(Shifted(masked(noise, 0x0F), "left", 3), left)),
        put(y, plus(Shifted(Shifted(Read(noise), "right", 4), "left", 3), top)),
    )
    return program, (
        f"Write a routine that chooses a spawn point by one random byte {noise.address}: x = {left} + 8 * its low nibble to {x.address}, y = {top} + 8 * its high nibble to {y.address}.",
        f"How do I get a random grid position? Noise {noise.address}; x byte {x.address} = (noise & 15) * 8 + {left}; y byte {y.address} = (noise >> 4) * 8 + {top}.",
        f"byte[{x.address}] = {left} + ((r & $0F) << 3); byte[{y.address}] = {top} + ((r >> 4) << 3); r = byte[{noise.address}].",
        f"Mushrooms grow on a 16 by 16 grid with 8 pixels between the places, whose upper left one is at ({left}, {top}). The noise {noise.address} picks column (lower four bits) and row (upper four). Pixel x to {x.address}, pixel y to {y.address}.",
        f"One noise byte ({noise.address}), two coordinates: low nibble * 8 + {left} -> {x.address}, high nibble * 8 + {top} -> {y.address}.",
    )


def bet_on_color(draw: Drawer) -> Made:
    noise, bet, purse = draw.variable(8), draw.variable(8, below=2), draw.variable(16)
    stake, bit = draw.variable(8), draw.rng.randrange(8)
    won = check(Field(Read(noise), bit, 1), "==", bet)
    program = (
        If(
            won,
            (put(purse, Saturating("add", Read(purse), Widened(Read(stake)), 9999)),),
            (put(purse, Saturating("subtract", Read(purse), Widened(Read(stake)), 0)),),
        ),
    )
    return program, (
        f"Write a routine for a bet on red or black: bit {bit} of the random byte {noise.address} is the colour; if it equals the guess {bet.address} (0 or 1), add the stake (byte {stake.address}) to the purse (word {purse.address}), at most to 9999; otherwise take it away, at least down to 0.",
        f"How do I settle a coin flip? Coin: bit {bit} of {noise.address}; guess: byte {bet.address}, 0 or 1; right: word {purse.address} = min(purse + stake, 9999); wrong: max(purse - stake, 0). Stake byte {stake.address}.",
        f"w = word[{purse.address}], s = byte[{stake.address}]; w = (byte[{noise.address}] >> {bit} & 1) == byte[{bet.address}] ? min(w + s, 9999) : max(w - s, 0); guess is 0 or 1.",
        f"The gambler in the tavern hides a coin; bit {bit} of the noise {noise.address} is the side, {bet.address} what the hero says (0, 1). Right, and the stake {stake.address} (one byte) is added to his rupees {purse.address} (two bytes, 9999 is the limit). Wrong, and he loses it, or all he has if that's less.",
    )


def scatter(draw: Drawer) -> Made:
    places, noise = draw.slots(8, 8)
    mask, base = draw.one(0x07, 0x0F, 0x1F, 0x3F), draw.variable(8)
    program = (Each((places, noise), (put(Here(places), plus(masked(Here(noise), mask), base)),)),)
    return program, (
        f"Write a routine that scatters {places.length} sparks: position i (the {where(places)}) becomes the byte {base.address} plus the low bits (& ${mask:02X}) of random byte i from {noise.address}, modulo 256.",
        f"How do I spread {places.length} objects around a point? x[i] = byte {base.address} + (r[i] & ${mask:02X}); x: {where(places)}; r: as many bytes at {noise.address}.",
        f"byte[{places.address} + i] = byte[{base.address}] + (byte[{noise.address} + i] & ${mask:02X}) mod 256, i < {places.length}.",
        f"The pot bursts at {base.address}: each of its {places.length} shards ({places.address}, a byte each) lands 0 to {mask} pixels further, by its own noise byte (list at {noise.address}, low bits). Positions wrap.",
        f"{places.length} positions from {places.address}: base byte {base.address} + (noise & ${mask:02X}), each with its own noise byte from {noise.address}; 8-bit wrap.",
    )


def rare_kind(draw: Drawer) -> Made:
    kinds, noise = draw.slots(8, 8)
    limit, rare = draw.rng.randrange(8, 64), draw.rng.randrange(1, 256)
    count = draw.variable(8)
    program = (
        put(count, 0),
        Each((kinds, noise), (when(check(Here(noise), "<", limit), put(Here(kinds), rare), more(count)),)),
    )
    return program, (
        f"Write a routine that turns some monsters into rare ones: where a random byte (the {where(noise)}) is below {limit}, the kind in the same place (the {where(kinds)}) becomes ${rare:02X}. {count.address} gets the number of rare ones made.",
        f"How do I upgrade each of {kinds.length} entries with chance {limit}/256? Noise list {noise.address}, kinds {kinds.address} (bytes). noise < {limit}: kind = ${rare:02X}. Count to {count.address}.",
        f"n = 0; for i < {kinds.length}: if r[i] < {limit}: k[i] = ${rare:02X}, ++n; byte[{count.address}] = n; r = bytes {noise.address}, k = bytes {kinds.address}.",
        f"When the room is filled, every one of the {kinds.length} slots may become a golden slime (kind ${rare:02X}): it does if its own noise, {noise.address} and following, is less than {limit}. Kinds are at {kinds.address}. I also want to know how many there are now by this, at {count.address}.",
    )


def reroll_low(draw: Drawer) -> Made:
    throws = draw.array(8, draw.one(3, 4, 5, 6))
    spare = draw.array(8, throws.length)
    low = draw.rng.randrange(1, 4)
    again = check(Here(throws), "<=", low)
    program = (Each((throws, spare), (when(again, put(Here(throws), Here(spare))),)),)
    return program, (
        f"Write a routine that rerolls bad dice: each of the {where(throws)} that is {low} or less (unsigned) is replaced by the spare throw in the same place of the list at {spare.address}. A replaced one is not looked at again.",
        f"How do I reroll all dice <= {low} once? Dice: {where(throws)}; second throws: from {spare.address}.",
        f"for i < {throws.length}: if d[i] <= {low}: d[i] = s[i]; d = bytes {throws.address}, s = bytes {spare.address}.",
        f"After the first throw of {throws.length} dice ({throws.address}) my hero may throw those again that show no more than {low}. What they'd show then is prepared at {spare.address}, die by die. Update the dice.",
    )


def random_bit(draw: Drawer) -> Made:
    flags, noise = draw.variable(8), draw.variable(8)
    algorithms = Algorithms(draw)
    mask = algorithms.own("mask")
    operation = draw.one("or", "xor")
    verb = "set" if operation == "or" else "toggle"
    made = joined(flags, mask) if operation == "or" else toggled(flags, mask)
    program = (
        put(mask, 1),
        Repeat(masked(noise, 7), (put(mask, Shifted(Read(mask), "left", 1)),)),
        put(flags, made),
    )
    return program, (
        f"Write a routine that {verb}s a random bit of {flags.address}: the bit number is the low 3 bits of the random byte {noise.address}; the other bits stay.",
        f"How do I {verb} one of 8 flags by chance? Flags {flags.address}; bit number byte {noise.address} & 7.",
        f"byte[{flags.address}] {'|=' if operation == 'or' else '^='} 1 << (byte[{noise.address}] & 7).",
        f"One of the eight lamps of my puzzle {'goes on' if operation == 'or' else 'changes between on and off'} at random: lamps are the bits of {flags.address}, and the noise {noise.address} modulo 8 is the number of the lamp.",
        f"{verb.title()} bit number (byte {noise.address} & 7) in {flags.address}, leaving the others.",
    )


RECIPES = (
    happens,
    throw_die,
    two_dice,
    drop_item,
    weighted_by_bits,
    swap_with_random,
    shuffle_by_list,
    within_range,
    vary_damage,
    critical_hit,
    pity_counter,
    pick_by_weights,
    other_direction,
    jitter,
    never_twice,
    encounter,
    weather_change,
    bell_curve,
    slot_machine,
    lottery,
    catch_chance,
    with_advantage,
    spawn_place,
    bet_on_color,
    scatter,
    rare_kind,
    reroll_low,
    random_bit,
)
