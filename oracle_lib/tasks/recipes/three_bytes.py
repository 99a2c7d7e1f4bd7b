"""Numbers of three bytes: money, times and addresses of 24 bits, whole or as a word with a byte above it."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Expression,
    Half,
    Here,
    If,
    Joined,
    Product,
    Read,
    Report,
    Shifted,
    Statement,
    Swap,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    check,
    joined,
    less,
    minus,
    more,
    plus,
    put,
    value,
    when,
    where,
)

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def high(of: Value) -> Expression:
    return Half(value(of), high=True)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def buy_with_long_money(draw: Drawer) -> Made:
    money, cost = draw.variable(24), draw.variable(24)
    bought = draw.variable(8)
    mark = draw.one(1, 0xFF, 0x80)
    program = (
        put(bought, 0),
        when(check(money, ">=", cost), less(money, cost), put(bought, mark)),
    )
    return program, (
        f"Write a routine that pays a price: if the 24-bit money at {money.address} is at least the 24-bit price at {cost.address}, subtract the price and set {bought.address} to ${mark:02X}; otherwise leave the money and set {bought.address} to 0.",
        f"How do I spend from a three-byte purse? Purse {money.address}, price {cost.address} (3 bytes, unsigned). {bought.address} = ${mark:02X} when it was paid, 0 when there wasn't enough.",
        f"if long[{money.address}] >= long[{cost.address}]: long[{money.address}] -= long[{cost.address}], byte[{bought.address}] = ${mark:02X}; else byte[{bought.address}] = 0.",
        f"A castle costs up to millions, so money ({money.address}) and price ({cost.address}) have 24 bits. Exactly enough is enough. Deal or no deal goes to {bought.address}: ${mark:02X} or 0; no deal, no money gone.",
        f"24-bit purchase: purse {money.address}, price {cost.address}, flag {bought.address} (${mark:02X} paid / 0 too dear)",
    )


def fetch_address_wraps(draw: Drawer) -> Made:
    now, start, end = draw.variable(24), draw.variable(24), draw.variable(24)
    step = draw.one(1, 2, 4, 16, 32, 64)
    program = (
        more(now, step),
        when(check(now, ">=", end), put(now, start)),
    )
    return program, (
        f"Write a routine that moves the 24-bit address at {now.address} on by {step} and, if it is then at or beyond the 24-bit address at {end.address}, resets it to the one at {start.address}.",
        f"How do I step a long pointer through a looping stream? Pointer {now.address} += {step}; when >= the end in {end.address}, take the loop start from {start.address}. All are 3 bytes, plain 24-bit arithmetic.",
        f"long[{now.address}] += {step}; if (long[{now.address}] >= long[{end.address}]) long[{now.address}] = long[{start.address}];",
        f"My sample plays in a loop: read position {now.address}, loop point {start.address}, end (exclusive) {end.address}, three bytes each. Next read is {step} byte{'s' * (step > 1)} further, or back at the loop point if that's the end or past it.",
        f"advance {now.address} (24 bit) by {step}, wrap to {start.address} on reaching {end.address}",
    )


def long_within_bounds(draw: Drawer) -> Made:
    number, least, most = draw.variable(24), draw.variable(24), draw.variable(24)
    program = (
        If(
            check(number, "<", least),
            (put(number, least),),
            (when(check(number, ">", most), put(number, most)),),
        ),
    )
    return program, (
        f"Write a routine that keeps the 24-bit number at {number.address} within limits: below the one at {least.address} it becomes that, else above the one at {most.address} it becomes that one.",
        f"How do I clamp a three-byte value to bounds in memory? Value {number.address}, lower bound {least.address}, upper bound {most.address}, unsigned. The lower bound is tested first (and then nothing else).",
        f"if (v < lo) v = lo; else if (v > hi) v = hi; v = long[{number.address}], lo = long[{least.address}], hi = long[{most.address}], 24 bits.",
        f"Bets at the high table run to millions: {number.address} is what was typed, {least.address} the minimum, {most.address} the maximum (3 bytes each). Too small a bet is raised to the minimum; only if it isn't, too large a one is cut to the maximum.",
        f"u24 clamp {number.address} to [{least.address}, {most.address}], low side first",
    )


def largest_of_three_longs(draw: Drawer) -> Made:
    numbers = [draw.variable(24) for _ in range(3)]
    best, winner = draw.variable(24), draw.variable(8)
    a, b, c = numbers
    program = (
        put(best, a),
        put(winner, 0),
        when(check(b, ">", best), put(best, b), put(winner, 1)),
        when(check(c, ">", best), put(best, c), put(winner, 2)),
    )
    return program, (
        f"Write a routine that finds the largest of the three 24-bit numbers at {a.address}, {b.address} and {c.address}: its value goes to {best.address} (24 bits) and its number, 0, 1 or 2, to the byte {winner.address}; of equals the first wins.",
        f"How do I pick the maximum of three longs and who it was? {a.address} (0), {b.address} (1), {c.address} (2), three bytes each; max -> {best.address}, index -> {winner.address}, first on ties.",
        f"long[{best.address}] = max(a, b, c); byte[{winner.address}] = its index; a, b, c = long[{a.address}], long[{b.address}], long[{c.address}], earliest if equal.",
        f"Three players, scores of 24 bits at {a.address}, {b.address}, {c.address}. The trophy shows the top score ({best.address}) and the player from 0 to 2 ({winner.address}). On a draw the lower number gets it.",
        f"argmax + max of u24 {a.address}/{b.address}/{c.address} -> {winner.address}, {best.address}",
    )


def order_three_longs(draw: Drawer) -> Made:
    a, b, c = (draw.variable(24) for _ in range(3))
    down = draw.maybe(0.5)
    wrong: Literal["<", ">"] = "<" if down else ">"
    program = (
        when(check(a, wrong, b), Swap(a, b)),
        when(check(b, wrong, c), Swap(b, c)),
        when(check(a, wrong, b), Swap(a, b)),
    )
    order = "largest first" if down else "smallest first"
    return program, (
        f"Write a routine that sorts the three 24-bit numbers at {a.address}, {b.address} and {c.address}, {order}.",
        f"How do I put three long values in order? {a.address}, {b.address}, {c.address}, 3 bytes each, unsigned, {order}, in place.",
        f"long[{a.address}], long[{b.address}], long[{c.address}] = sorted(those three{', reverse=True' if down else ''}).",
        f"The podium: three scores of three bytes, in any order, at {a.address}, {b.address} and {c.address}. Arrange them so that the {'best comes first' if down else 'worst comes first'}.",
        f"sort u24 x3 {'desc' if down else 'asc'}: {a.address} {b.address} {c.address}",
    )


def level_from_long(draw: Drawer) -> Made:
    experience, level = draw.variable(24), draw.variable(8)
    count = draw.rng.randrange(3, 6)
    marks = sorted(draw.rng.sample(range(20, 9000), count))
    marks = [mark * draw.one(10, 50, 100, 250, 1000) for mark in marks]
    marks = sorted(set(marks))
    marks = [min(mark, 16_000_000 + place) for place, mark in enumerate(marks)]
    start = draw.one(0, 1)
    program: tuple[Statement, ...] = (
        put(level, start),
        *(when(check(experience, ">=", mark), more(level)) for mark in marks),
    )
    told = ", ".join(str(mark) for mark in marks)
    return program, (
        f"Write a routine that derives the level from the 24-bit experience at {experience.address}: it starts at {start} and is one higher for each of the marks {told} that has been reached. Store it as a byte at {level.address}.",
        f"How do I look up a rank from three-byte points? {experience.address} -> byte {level.address} = {start} + how many of {told} are <= the points.",
        f"byte[{level.address}] = {start} + sum(long[{experience.address}] >= m for m in ({told})).",
        f"Titles need {told} points of fame (decimal; reaching a number exactly is enough). Fame has 24 bits at {experience.address}; title number to {level.address}, {start} without any.",
        f"u24 {experience.address} thresholds [{told}] -> {level.address}, base {start}",
    )


def pay_off_debt(draw: Drawer) -> Made:
    debt, money = draw.variable(24), draw.variable(24)
    program = (
        If(
            check(money, ">=", debt),
            (less(money, debt), put(debt, 0)),
            (less(debt, money), put(money, 0)),
        ),
    )
    return program, (
        f"Write a routine that pays off debt with all the money there is: debt {debt.address}, money {money.address}, 24 bits each. Where the money suffices, it shrinks by the debt and the debt becomes 0; otherwise the debt shrinks by the money and the money becomes 0.",
        f"How do I settle {debt.address} (owed) against {money.address} (owned)? Three-byte amounts; whichever is smaller is taken from both.",
        f"m = min(long[{debt.address}], long[{money.address}]); long[{debt.address}] -= m; long[{money.address}] -= m.",
        f"The bank helps itself: everything in the 3-byte account {money.address} goes toward the 3-byte loan {debt.address} until either is exhausted.",
        f"cancel u24 {money.address} against u24 {debt.address}; both lose the smaller one",
    )


def in_long_window(draw: Drawer) -> Made:
    now, start = draw.variable(24), draw.variable(24)
    held = draw.variable(24)
    length = draw.one(60, 600, 3600, 36000, 216000, 1000000)
    program = (
        put(held, minus(now, start)),
        Report(check(held, "<", length)),
    )
    return program, (
        f"Write a routine that stores the frames since an event, {now.address} minus {start.address} modulo 2^24, at {held.address} (all 24 bits), and sets the carry if that is less than {length}, else clears it.",
        f"How do I check whether {length} frames have gone by, with 24-bit clocks that wrap? Now {now.address}, start {start.address}, age to {held.address}; carry set while age < {length}.",
        f"long[{held.address}] = long[{now.address}] - long[{start.address}]; carry = long[{held.address}] < {length}. Three bytes, wrapping.",
        f"The spell cast at frame {start.address} works for {length} frames; the frame clock is {now.address}. Both have three bytes and overflow silently. Note its age at {held.address} and come back with carry set as long as the spell holds.",
        f"age {held.address} = {now.address} - {start.address} (u24, mod), C = age < {length}",
    )


def halve_word_and_byte(draw: Drawer) -> Made:
    top, rest = draw.variable(8), draw.variable(16)
    signed = draw.maybe(0.5)
    lowest = Bits(Read(top), 1, "any")
    program = (
        put(rest, shr(rest, 1)),
        when(lowest, put(rest, joined(rest, 0x8000))),
        put(top, Shifted(Read(top), "signed right" if signed else "right", 1)),
    )
    kind = "signed (two's complement)" if signed else "unsigned"
    return program, (
        f"Write a routine that halves a 24-bit number, {kind} and rounded down, whose upper 8 bits are the byte {top.address} and whose lower 16 bits are the word {rest.address}.",
        f"How do I shift a 24-bit value right by one when its parts lie apart? High byte {top.address}, low word {rest.address}; {'arithmetic' if signed else 'logical'} shift, in place.",
        f"{'s' if signed else 'u'}24 (byte[{top.address}] : word[{rest.address}]) >>= 1.",
        f"A thief takes half: the treasure is kept in {top.address} (bits 16-23) and {rest.address} (bits 0-15), {kind}. Write what half of it is, rounded down, into the same places.",
        f"{'asr' if signed else 'lsr'} 24 bits by 1, hi byte {top.address}, lo word {rest.address}",
    )


def product_of_word_and_byte(draw: Drawer) -> Made:
    number, factor, top, rest = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    below, above = own("below", 16), own("above", 16)
    program = (
        put(below, Product(low(number), Read(factor))),
        put(above, plus(Product(high(number), Read(factor)), wide(high(below)))),
        put(rest, Joined(low(above), low(below))),
        put(top, high(above)),
    )
    return program, (
        f"Write a routine that multiplies the word {number.address} by the byte {factor.address} to the full 24 bits: the low word of the product goes to {rest.address}, its top byte to {top.address}; everything is unsigned.",
        f"How do I multiply 16 by 8 bits without losing the upper byte? {number.address} * {factor.address} -> word {rest.address} (bits 0-15) and byte {top.address} (bits 16-23).",
        f"p = word[{number.address}] * byte[{factor.address}]; word[{rest.address}] = p & $FFFF; byte[{top.address}] = p >> 16.",
        f"{factor.address} bags with {number.address} grains each: the number of grains takes three bytes, two in the word {rest.address} and the most significant one at {top.address}.",
        f"u16 {number.address} x u8 {factor.address} = u24 -> lo {rest.address}, hi {top.address}",
    )


def words_into_long_total(draw: Drawer) -> Made:
    words = draw.one(draw.slots, draw.records)(16)[0]
    total, top = draw.variable(16), draw.variable(8)
    program = (
        put(total, 0),
        put(top, 0),
        Each((words,), (more(total, Here(words)), when(check(total, "<", Here(words)), more(top)))),
    )
    return program, (
        f"Write a routine that adds up the {where(words)} to a 24-bit sum: low word to {total.address}, the byte above it to {top.address}.",
        f"How do I sum words without overflow? {where(words)}, unsigned. Sum: word {total.address}, carries counted in byte {top.address}.",
        f"s = sum of the {where(words)} as u16; word[{total.address}] = s & $FFFF; byte[{top.address}] = s >> 16.",
        f"Yearly taxes of {words.length} towns ({where(words)}) come to more than a word can hold. I want bits 0 to 15 of the total at {total.address} and bits 16 to 23 at {top.address}.",
        f"{where(words)}: exact total -> {total.address} (lo 16), {top.address} (hi 8)",
    )


def exact_mean_of_words(draw: Drawer) -> Made:
    bits = draw.one(2, 3, 3, 4)
    words = draw.array(16, 1 << bits)
    mean = draw.variable(16)
    own = Algorithms(draw).own
    total, top = own("total", 16), own("top")
    program = (
        put(total, 0),
        put(top, 0),
        Each((words,), (more(total, Here(words)), when(check(total, "<", Here(words)), more(top)))),
        put(mean, joined(shr(total, bits), shl(wide(top), 16 - bits))),
    )
    return program, (
        f"Write a routine that stores the mean of the {where(words)}, unsigned and rounded down, in the word {mean.address}; the sum of them may need more than 16 bits.",
        f"How do I average {words.length} full-range words exactly? {where(words)} -> word {mean.address}, truncated, with a sum of 24 bits inside.",
        f"word[{mean.address}] = (sum of the {where(words)}) / {words.length}, no overflow.",
        f"{words.length} height probes, unsigned 16-bit, from {words.address} on. Ground level {mean.address} is their mean without the fraction - careful, their sum overflows a word.",
        f"mean u16 x{words.length} at {words.address} -> {mean.address}, floor",
    )


def move_long_position(draw: Drawer) -> Made:
    position, fraction, speed = draw.variable(16), draw.variable(8), draw.variable(16, signed=True)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(wide(fraction), wide(low(speed)))),
        put(fraction, low(total)),
        put(position, plus(plus(position, Widened(high(speed), signed=True)), wide(high(total)))),
    )
    return program, (
        f"Write a routine that adds the signed 8.8 speed in the word {speed.address} to a 16.8 position: whole pixels in the word {position.address}, 256ths in the byte {fraction.address}.",
        f"How do I add an 8.8 fixed point velocity to a 16-bit position with a subpixel byte? Position {position.address}, subpixel {fraction.address}, velocity {speed.address} (two's complement); everything wraps.",
        f"p = word[{position.address}] * 256 + byte[{fraction.address}]; p += int16[{speed.address}]; write back, 24 bits.",
        f"A slow boat: its x is {position.address} (16 bits) with a fraction of 1/256ths in {fraction.address}; each frame it drifts by {speed.address}, a signed word in 256ths of a pixel. Move it.",
        f"pos24 ({position.address}.{fraction.address}) += s8.8 {speed.address}, sign-extended",
    )


def later_of_two_stamps(draw: Drawer) -> Made:
    one, other, latest, lead = draw.variable(24), draw.variable(24), draw.variable(24), draw.variable(24)
    program = (
        put(lead, minus(one, other)),
        put(latest, one),
        when(check(lead, ">=", 0x800000), put(latest, other), put(lead, minus(other, one))),
    )
    return program, (
        f"Write a routine that picks the later of two 24-bit time stamps that wrap around, {one.address} and {other.address}: the first is later (or the same) if first minus second, modulo 2^24, is below $800000. The later one goes to {latest.address}, how far it is ahead to {lead.address}, both 24 bits.",
        f"How do I compare wrapping 24-bit stamps by serial number arithmetic? a {one.address}, b {other.address}. d = a - b; d < $800000: later = a, lead = d; else later = b, lead = b - a. Later -> {latest.address}, lead -> {lead.address}.",
        f"d = (a - b) mod 2^24; long[{latest.address}], long[{lead.address}] = (a, d) if d < $800000 else (b, (b - a) mod 2^24); a = long[{one.address}], b = long[{other.address}].",
        f"Two saves carry three-byte frame stamps ({one.address}, {other.address}) from a clock that rolls over. The newer is the one that is less than half a turn ($800000) ahead of the other. Copy the newer stamp to {latest.address} and its lead to {lead.address}.",
        f"newer of wrapping u24 stamps {one.address} / {other.address} (half range rule, a wins if a - b < $800000) -> {latest.address}, |lead| -> {lead.address}",
    )


def track_long_extremes(draw: Drawer) -> Made:
    sample, least, most = draw.variable(24), draw.variable(24), draw.variable(24)
    news = draw.variable(8)
    program = (
        put(news, 0),
        when(check(sample, "<", least), put(least, sample), put(news, 1)),
        when(check(sample, ">", most), put(most, sample), put(news, joined(news, 2))),
    )
    return program, (
        f"Write a routine that keeps the extremes of a 24-bit measurement {sample.address}: a smaller value replaces the minimum at {least.address}, a larger one the maximum at {most.address}. {news.address} tells what happened: bit 0 new minimum, bit 1 new maximum, else 0.",
        f"How do I track min and max of a long? Sample {sample.address}, min {least.address}, max {most.address}, 3 bytes unsigned. Byte {news.address} = 1 for a new min, 2 for a new max, 3 for both, 0 for neither.",
        f"n = 0; if (s < lo) lo = s, n |= 1; if (s > hi) hi = s, n |= 2; byte[{news.address}] = n; s, lo, hi = long[{sample.address}], long[{least.address}], long[{most.address}].",
        f"Each run takes {sample.address} frames (24 bits). The records book keeps the quickest ({least.address}) and the slowest ({most.address}) run. Update it and say in {news.address} which page changed: 1 quickest, 2 slowest, 3 both, 0 none. A tie changes nothing.",
        f"min/max tracker, u24: {sample.address} into {least.address} (min), {most.address} (max); change mask {news.address}: 1 min, 2 max, strict",
    )


def long_phase_tick(draw: Drawer) -> Made:
    phase, step = draw.variable(24), draw.variable(24)
    ticks = draw.variable(16)
    period = draw.one(60098, 100000, 216000, 1000000, 3579545)
    program = (
        more(phase, step),
        when(check(phase, ">=", period), less(phase, period), more(ticks)),
    )
    return program, (
        f"Write a routine for a phase accumulator: add the 24-bit step {step.address} to the 24-bit phase {phase.address} (modulo 2^24); if the phase is then at least {period}, subtract {period} once and increment the tick word {ticks.address}.",
        f"How do I derive an odd rate from the frame rate? phase {phase.address} += {step.address}; when phase >= {period}: phase -= {period}, ++{ticks.address}. Phase and step have 3 bytes, the tick counter 2.",
        f"p += s; if (p >= {period}) p -= {period}, ++word[{ticks.address}]; p = long[{phase.address}], s = long[{step.address}].",
        f"To keep music time I collect {step.address} units a frame in {phase.address} (24 bits). {period} units make one tick of {ticks.address} (16 bits); at most one tick a call, what is over {period} stays collected.",
        f"accumulate {step.address} into {phase.address} (u24), one tick in {ticks.address} (u16) per {period}, at most one a call",
    )


def total_with_bonus_day(draw: Drawer) -> Made:
    total, gain, flags = draw.variable(24), draw.variable(24), draw.variable(8)
    bit, times = draw.rng.randrange(8), draw.one(2, 3)
    program = (
        more(total, gain),
        when(Bits(Read(flags), 1 << bit, "any"), *(more(total, gain) for _ in range(times - 1))),
    )
    word = {2: "double", 3: "triple"}[times]
    return program, (
        f"Write a routine that adds the 24-bit gain at {gain.address} to the 24-bit total at {total.address}, {times} times over if bit {bit} of {flags.address} is set; it wraps at 2^24.",
        f"How do I give {word} experience during an event? Total {total.address}, gain {gain.address} (three bytes each), event flag: bit {bit} of {flags.address}. No cap.",
        f"long[{total.address}] += long[{gain.address}] * (byte[{flags.address}] & ${1 << bit:02X} ? {times} : 1).",
        f"On feast days, when bit {bit} of {flags.address} is on, what you earn ({gain.address}, 24-bit) counts {word}; on other days once. Book it to {total.address}, 24-bit.",
        f"{total.address} += {gain.address} (u24), x{times} if {flags.address} & ${1 << bit:02X}",
    )


RECIPES = (
    buy_with_long_money,
    fetch_address_wraps,
    long_within_bounds,
    largest_of_three_longs,
    order_three_longs,
    level_from_long,
    pay_off_debt,
    in_long_window,
    halve_word_and_byte,
    product_of_word_and_byte,
    words_into_long_total,
    exact_mean_of_words,
    move_long_position,
    later_of_two_stamps,
    track_long_extremes,
    long_phase_tick,
    total_with_bonus_day,
)
