"""Measuring: units, averages, thresholds, fixed point, signed values, rounding, clocks, roots and ranks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Chosen,
    Each,
    Extreme,
    Fold,
    Half,
    Here,
    If,
    Index,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Stop,
    Table,
    Unary,
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

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def thermostat(draw: Drawer) -> Made:
    heat, alarm = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(20, 100)
    high = low + draw.rng.randrange(5, 80)
    program = (If(check(heat, ">=", high), (put(alarm, 1),), (when(check(heat, "<", low), put(alarm, 0)),)),)
    return program, (
        f"Write a routine with hysteresis: the switch byte {alarm.address} becomes 1 when the level {heat.address} is {high} or more, 0 when it is below {low}, and keeps its value in between (unsigned).",
        f"How do I stop an alarm from flickering around its threshold? Level {heat.address}: on (byte {alarm.address} = 1) at >= {high}, off (0) only at < {low}; anything else changes nothing.",
        f"if v >= {high}: a = 1; else if v < {low}: a = 0. v = byte {heat.address}, a = byte {alarm.address}.",
        f"The guards of my castle notice noise of {high} and calm down under {low}. Noise is {heat.address}, their mood {alarm.address} (1 alarmed, 0 calm); between the two limits they stay as they are.",
        f"Schmitt trigger: in {heat.address}, out {alarm.address} (1/0), upper limit {high} (inclusive), lower limit {low} (exclusive).",
    )


def bar_length(draw: Drawer) -> Made:
    now, most, result = draw.variable(8), draw.variable(8), draw.variable(16)
    width = draw.one(32, 48, 64, 80, 100)
    program = (
        If(
            check(most, "==", 0),
            (put(result, 0),),
            (put(result, Quotient(Product(Read(now), Number(width)), Read(most))),),
        ),
    )
    return program, (
        f"Write a routine that scales a bar: the word {result.address} = {width} * byte {now.address} / byte {most.address}, rounded down; if the byte {most.address} is 0 the result is 0.",
        f"How do I compute the length of a health bar {width} pixels wide? Current value {now.address}, maximum {most.address} (bytes). {width} * current / maximum, 16-bit, to {result.address}; maximum 0 gives 0.",
        f"word[{result.address}] = byte[{most.address}] ? byte[{now.address}] * {width} / byte[{most.address}] : 0 (integer division, no overflow in between).",
        f"I draw {now.meaning} as a bar of {width} pixels. {now.address} of {most.address} points are there, so {width} times that fraction, cut to whole pixels, goes to {result.address} (word). It may exceed {width} if there are more points than the maximum. No maximum at all (0): no bar (0).",
        f"Gauge: {width} * {now.address} / {most.address} (bytes, truncating, zero maximum -> 0) as the word {result.address}.",
    )


def moving_average(draw: Drawer) -> Made:
    average, sample = draw.variable(8), draw.variable(8)
    shift = draw.one(1, 2, 3)
    whole = 1 << shift
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, Scaled(Widened(Read(average)), whole - 1)),
        more(total, Widened(Read(sample))),
        put(average, Half(Shifted(Read(total), "right", shift), high=False)),
    )
    return program, (
        f"Write a routine that smooths a value: the byte {average.address} becomes ({whole - 1} * itself + the byte {sample.address}) / {whole}, computed in 16 bits and rounded down.",
        f"How do I keep an exponential moving average? avg byte {average.address}, new sample {sample.address}, weight 1/{whole}: avg = ({whole - 1} * avg + sample) >> {shift}; no overflow please.",
        f"byte[{average.address}] = ({whole - 1} * byte[{average.address}] + byte[{sample.address}]) >> {shift}, with a 16-bit sum.",
        f"The wind meter jitters. What I show ({average.address}) should only go 1/{whole} of the way with each measurement ({sample.address}): {whole - 1} parts old, one part new, whole numbers, rounded down, all unsigned bytes.",
        f"Low-pass filter: {average.address} <- ({whole - 1}*old + byte {sample.address}) >> {shift}, no 8-bit overflow in between.",
    )


def mean_of_list(draw: Drawer) -> Made:
    array, result = draw.array(8, draw.one(4, 8, 16, 32)), draw.variable(16)
    shift = array.length.bit_length() - 1
    nearest = draw.maybe(0.5)
    total = Algorithms(draw).own("total", 16)
    summed = plus(total, array.length // 2) if nearest else value(total)
    program = (
        Set(total, Fold("sum", array, Widened(Read(Here(array))))),
        put(result, Shifted(summed, "right", shift)),
    )
    how = "rounded to the nearest whole (halves up)" if nearest else "rounded down"
    return program, (
        f"Write a routine that computes the mean of the {where(array)}, {how}, and stores it as a word at {result.address}.",
        f"How do I average {array.length} bytes from {array.address}? 16-bit sum{f', plus {array.length // 2}' if nearest else ''}, divided by {array.length}; word result {result.address}.",
        f"word[{result.address}] = ({f'{array.length // 2} + ' if nearest else ''}sum of the {where(array)}) >> {shift}.",
        f"The referee shows the average of all {array.length} marks ({array.address}, one byte each), {how}. It goes to {result.address}, two bytes.",
    )


def grade_of(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    score, grade = draw.variable(width), draw.variable(8)
    top = 250 if width == 8 else 9000
    limits = sorted(draw.rng.sample(range(10, top), draw.one(3, 4, 5)))
    table = Table("LimitTable", "limit", tuple(limits), width)
    program = (
        put(grade, 0),
        While(
            check(grade, "<", len(limits)),
            (when(check(score, "<", at(table, grade)), Stop()), more(grade)),
        ),
    )
    listed = ", ".join(map(str, limits))
    return program, (
        f"Write a routine that grades the {size(score)} {score.address}: the grade in the byte {grade.address} is the number of limits {listed} that the score has reached (score >= limit, unsigned).",
        f"How do I find the class of a value from ascending thresholds {listed}? Value: {size(score)} {score.address}. Below {limits[0]} it is 0, from {limits[-1]} on {len(limits)}. Result byte: {grade.address}.",
        f"byte[{grade.address}] = how many t of ({listed}) have {size(score)}[{score.address}] >= t.",
        f"My contest gives medals: with {score.address} ({size(score)}, unsigned) points you get rank 0 under {limits[0]}, and one rank more at each of {listed}. Write the rank to {grade.address}.",
        f"Steps at {listed}: how many of them are <= the {size(score)} {score.address}? -> byte {grade.address}.",
    )


def blend_by_fraction(draw: Drawer) -> Made:
    a, b, t, result = (draw.variable(8) for _ in range(4))
    way = Half(Product(Binary("distance", Read(a), Read(b)), Read(t)), high=True)
    program = (If(check(b, ">=", a), (put(result, plus(a, way)),), (put(result, minus(a, way)),)),)
    return program, (
        f"Write a routine that interpolates: from the byte {a.address} go byte[{t.address}]/256 of the way to the byte {b.address} and store where you are at {result.address}. The way, |b - a| * t / 256, is rounded down.",
        f"How do I do linear interpolation with an 8-bit fraction? a {a.address}, b {b.address}, t {t.address} (256ths). d = |a - b| * t >> 8; result {result.address} = a + d if b >= a, else a - d. All unsigned bytes.",
        f"d = (|b - a| * t) >> 8; byte[{result.address}] = b >= a ? a + d : a - d; a = byte[{a.address}], b = byte[{b.address}], t = byte[{t.address}].",
        f"A platform glides from {a.address} to {b.address}; {t.address} says how far it has got, in 256ths. Put its place at {result.address}. Cut off the fraction of the distance covered, whichever direction it goes.",
        f"Lerp bytes {a.address} -> {b.address} by {t.address}/256 into {result.address}. Truncate the travelled distance, not the sum.",
    )


def fixed_point_step(draw: Drawer) -> Made:
    position, speed, pixel = draw.variable(16), draw.variable(16), draw.variable(8)
    sub = draw.maybe(0.3)
    made = minus(position, speed) if sub else plus(position, speed)
    program = (put(position, made), put(pixel, Half(Read(position), high=True)))
    verb, sign = ("subtract", "-=") if sub else ("add", "+=")
    return program, (
        f"Write a routine for an 8.8 fixed-point position: {verb} the word {speed.address} {'from' if sub else 'to'} the word {position.address} (modulo 65536) and store the whole part, its high byte, at {pixel.address}.",
        f"How do I move with subpixels? Position 8.8: word {position.address}; velocity 8.8: word {speed.address}; position {sign} velocity; pixel = position >> 8 to byte {pixel.address}.",
        f"word[{position.address}] {sign} word[{speed.address}]; byte[{pixel.address}] = word[{position.address}] >> 8.",
        f"The slow snail needs fractions of a pixel. {position.address} holds 256ths (16-bit), {speed.address} too; {verb} the latter and give me the full pixels in {pixel.address}.",
    )


def subpixel_bytes(draw: Drawer) -> Made:
    place, fraction, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(4, 4, 8)
    held = Algorithms(draw).own("held", 16)
    if bits == 8:
        program = (
            put(held, plus(Joined(Read(place), Read(fraction)), Widened(Read(speed)))),
            put(place, Half(Read(held), high=True)),
            put(fraction, Half(Read(held), high=False)),
        )
        return program, (
            f"Write a routine that adds a fraction speed: the byte {speed.address} (256ths of a pixel) is added to the subpixel byte {fraction.address}, and a carry out of that goes into the pixel byte {place.address} (which wraps).",
            f"How do I add 1/256 pixels to a position in two separate bytes? Fraction {fraction.address} += {speed.address}; carry into pixel {place.address}.",
            f"(byte[{place.address}] : byte[{fraction.address}]) += byte[{speed.address}], a 16-bit sum with high byte {place.address} and low byte {fraction.address}.",
            f"My sprite's x is split: whole pixels in {place.address}, 256ths in {fraction.address}. The unsigned speed {speed.address}, in 256ths as well, moves it; full fractions spill into the pixels.",
        )
    program = (
        put(held, plus(Widened(Read(fraction)), Widened(Read(speed)))),
        put(fraction, masked(Half(Read(held), high=False), 0x0F)),
        more(place, Half(Shifted(Read(held), "right", 4), high=False)),
    )
    return program, (
        f"Write a routine that moves by sixteenths: add the byte {speed.address} to the fraction {fraction.address} (9-bit sum); the low 4 bits of the sum are the new fraction, the rest (sum / 16) is added to the pixel byte {place.address}, which wraps.",
        f"How do I move with 1/16 pixels? s = byte[{fraction.address}] + byte[{speed.address}] (may pass 255); fraction = s & 15; byte {place.address} += s >> 4.",
        f"s = f + v; f = s & $0F; x += s >> 4 (mod 256); f = byte {fraction.address}, v = byte {speed.address}, x = byte {place.address}.",
        f"Speeds in my hack are 16ths of a pixel: {speed.address}, unsigned. Collect them in {fraction.address}; each full 16 moves {place.address} one to the right and does not remain in the fraction.",
    )


def round_to_pixel(draw: Drawer) -> Made:
    exact, pixel = draw.variable(16), draw.variable(8)
    how = draw.one("nearest", "up")
    add = 0x80 if how == "nearest" else 0xFF
    words = (
        "to the nearest pixel (exactly half goes up)"
        if how == "nearest"
        else "up (any fraction counts as a whole pixel)"
    )
    return (put(pixel, Half(plus(exact, add), high=True)),), (
        f"Write a routine that rounds the 8.8 fixed-point word {exact.address} {words} and stores the byte at {pixel.address}; beyond 255 it wraps to 0.",
        f"How do I round 8.8 to an integer? High byte of (word {exact.address} + ${add:02X}, 16 bits) to {pixel.address}.",
        f"byte[{pixel.address}] = ((word[{exact.address}] + ${add:02X}) & $FFFF) >> 8.",
        f"I keep {exact.meaning} in 256ths at {exact.address} (two bytes). For drawing I want it rounded {words} in {pixel.address}. The sum is 16 bits wide and may wrap.",
    )


def boxes_needed(draw: Drawer) -> Made:
    amount, result = draw.variable(16, below=0x8000), draw.variable(16)
    each = draw.one(3, 5, 6, 8, 10, 12, 16, 20, 32)
    return (put(result, Quotient(plus(amount, each - 1), Number(each))),), (
        f"Write a routine that divides the word {amount.address} (below $8000) by {each} and rounds up; result to the word {result.address}.",
        f"How do I get ceil(n / {each})? n: word {amount.address}, less than $8000. (n + {each - 1}) / {each} to word {result.address}.",
        f"word[{result.address}] = (word[{amount.address}] + {each - 1}) / {each}, integer; the operand is below $8000.",
        f"A quiver holds {each} arrows. How many quivers do word[{amount.address}] arrows need (never $8000 or more)? A started one counts. To {result.address}, 16 bits.",
        f"Ceiling division by {each}: word {amount.address} (under $8000) in, word {result.address} out.",
    )


def dead_zone(draw: Drawer) -> Made:
    stick, result = draw.variable(8, signed=True), draw.variable(8)
    zone = draw.rng.randrange(4, 40)
    near = check(Unary("magnitude", Read(stick)), "<", zone)
    keep = draw.maybe(0.5)
    program = (
        (If(near, (put(result, 0),), (put(result, stick),)),) if keep else (put(result, either(near, 0, value(1))),)
    )
    then = "the value itself" if keep else "1"
    return program, (
        f"Write a routine with a dead zone: if the absolute value of the signed byte {stick.address} is below {zone}, store 0 at {result.address}, otherwise {then}. (-128 has the absolute value 128.)",
        f"How do I ignore small deflections? |signed byte {stick.address}| < {zone} -> {result.address} = 0, else {result.address} = {then}. Take |-128| as 128.",
        f"byte[{result.address}] = |int8(byte[{stick.address}])| < {zone} ? 0 : {f'byte[{stick.address}]' if keep else '1'}; |-128| = 128.",
        f"Tiny tilts of the board (less than {zone} to either side, {stick.address} is signed) count as level: 0 to {result.address}. A real tilt, -128 included, gives {then} there.",
    )


def from_sign_magnitude(draw: Drawer) -> Made:
    coded, result = draw.variable(8), draw.variable(8)
    amount = Binary("and", Read(coded), Number(0x7F))
    made = Chosen(Bits(Read(coded), 0x80, "any"), Unary("negate", amount), amount)
    return (put(result, made),), (
        f"Write a routine that decodes a sign-and-magnitude byte: bit 7 of {coded.address} is the sign, bits 0-6 the amount. Store the two's complement number at {result.address}.",
        f"How do I convert sign-magnitude to two's complement? Input {coded.address}: $80 set means negative, low 7 bits the size. Output byte {result.address} ($80 gives 0).",
        f"byte[{result.address}] = (b & $80) ? -(b & $7F) : (b & $7F), b = byte[{coded.address}].",
        f"The level format writes speeds as direction bit (7) plus amount (0..127), as in {coded.address}. My engine wants signed bytes; put one at {result.address}: minus the amount if the bit is set.",
    )


def signed_middle(draw: Drawer) -> Made:
    one, other, result = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    total = plus(Widened(Read(one), True), Widened(Read(other), True))
    return (put(result, Half(Shifted(total, "signed right", 1), high=False)),), (
        f"Write a routine that finds the middle of two signed bytes, {one.address} and {other.address}: half their sum, rounded towards minus infinity, without overflow, as a signed byte at {result.address}.",
        f"How do I average signed bytes? Sign-extend {one.address} and {other.address} to 16 bits, add, arithmetic shift right once; low byte to {result.address}.",
        f"byte[{result.address}] = (int8(byte[{one.address}]) + int8(byte[{other.address}])) >> 1, arithmetic, 16-bit sum.",
        f"Two forces pull at my boat ({one.address}, {other.address}: signed, one byte each). It follows their mean, floor of half the sum; write that to {result.address}.",
        f"Midpoint of signed bytes {one.address}, {other.address}: 9-bit sum, arithmetic halving (floor), byte {result.address}.",
    )


def peak_with_decay(draw: Drawer) -> Made:
    level, peak = draw.variable(8), draw.variable(8)
    fall = draw.one(1, 1, 2, 3)
    program = (
        If(
            check(level, ">=", peak),
            (put(peak, level),),
            (put(peak, Binary("max", Saturating("subtract", Read(peak), Number(fall), 0), Read(level))),),
        ),
    )
    return program, (
        f"Write a routine for a peak meter: if the level {level.address} is at least the peak {peak.address}, the peak becomes the level; otherwise the peak falls by {fall}, but not below the level.",
        f"How do I let a peak marker sink slowly? Level byte {level.address}, marker {peak.address}: jump up at once, else marker - {fall}, never under the level. Unsigned.",
        f"p = v >= p ? v : max(p - {fall}, v) (no wrap); v = byte[{level.address}], p = byte[{peak.address}].",
        f"My sound menu has bars with a lid on top. The bar is {level.address}; the lid {peak.address} is pushed up by it and otherwise comes down by {fall} per call until it rests on the bar.",
        f"VU peak: {peak.address} = max(level, peak - {fall}), level = byte {level.address}; the subtraction stops at 0.",
    )


def saturated_total(draw: Drawer) -> Made:
    array, result = draw.array(8), draw.variable(8)
    cap = draw.one(255, 255, 99, 200)
    program = (
        put(result, 0),
        Each((array,), (put(result, Saturating("add", Read(result), Read(Here(array)), cap)),)),
    )
    return program, (
        f"Write a routine that adds up the {where(array)} in the byte {result.address} with a ceiling: the total stops at {cap}.",
        f"How do I sum {array.length} bytes from {array.address} without overflow? 8-bit result {result.address}, saturating at {cap}.",
        f"byte[{result.address}] = min({cap}, sum of the {where(array)}).",
        f"All {array.length} rings of the hero add to his armour (bytes at {array.address}). The display {result.address} is one byte and must not pass {cap}, however many rings there are.",
        f"Add the {where(array)}; byte {result.address} holds the total, clipped to {cap}.",
    )


def nearest_entry(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    array, goal, result = draw.array(width), draw.variable(width), draw.variable(8)
    algorithms = Algorithms(draw)
    best, gap = algorithms.own("best", width), algorithms.own("gap", width)
    whole = (1 << width) - 1
    program = (
        put(result, 0),
        put(best, whole),
        Each(
            (array,),
            (
                put(gap, Binary("distance", Read(Here(array)), Read(goal))),
                when(check(gap, "<", best), put(best, gap), put(result, Index())),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds which of the {where(array)} is nearest to the {size(goal)} {goal.address}: the smallest absolute difference (unsigned numbers) wins, of equals the first; its index (from 0) goes to the byte {result.address}.",
        f"How do I pick the closest entry? Entries: {where(array)}; wanted: {size(goal)} {goal.address}; index of min |entry - wanted| (first one on a tie) to {result.address}. Unsigned.",
        f"byte[{result.address}] = argmin over i of |a[i] - {size(goal)}[{goal.address}]|, lowest i on ties; a: {where(array)}.",
        f"The hook shot locks on to the target closest to x = {goal.address} ({size(goal)}). Targets' x: {where(array)}, unsigned. I need the number of that target in {result.address}; the earlier one if two are equally far.",
        f"Closest to {goal.address} ({size(goal)}) among the {where(array)}: index to {result.address}; unsigned distance; first wins ties.",
    )


def total_deviation(draw: Drawer) -> Made:
    array, goal, result = draw.array(8), draw.variable(8), draw.variable(16)
    program = (
        put(result, 0),
        Each((array,), (more(result, Widened(Binary("distance", Read(Here(array)), Read(goal)))),)),
    )
    return program, (
        f"Write a routine that measures how far a list is from a value: sum of the absolute differences between each of the {where(array)} and the byte {goal.address} (unsigned), to the word {result.address}.",
        f"How do I get the sum of |a[i] - g|? a: {where(array)}; g: byte {goal.address}; 16-bit sum at {result.address}.",
        f"word[{result.address}] = sum over i of |byte[{array.address} + i] - byte[{goal.address}]|, i = 0..{array.length - 1}.",
        f"In my archery game each of {array.length} arrows ({array.address}, a byte each) should hit {goal.address}. The score is how much they miss by, all together, as a word at {result.address}; smaller is better.",
    )


def spread_of_list(draw: Drawer) -> Made:
    array = draw.one(lambda: draw.array(draw.one(8, 16)), lambda: draw.records(8)[0])()
    low, high = draw.variable(array.width), draw.variable(array.width)
    span = draw.variable(array.width)
    program = (
        Set(low, Extreme("min", array)),
        Set(high, Extreme("max", array)),
        put(span, minus(high, low)),
    )
    return program, (
        f"Write a routine that finds the spread of the {where(array)} (unsigned): smallest to {low.address}, largest to {high.address}, their difference to {span.address}, each a {size(array)}.",
        f"How do I get min, max and range of a list? {where(array)}, unsigned. Min -> {low.address}, max -> {high.address}, max - min -> {span.address}.",
        f"lo = min(a), hi = max(a), d = hi - lo; a: {where(array)}, unsigned; lo: {low.address}, hi: {high.address}, d: {span.address} ({size(array)}s).",
        f"To scale my graph I need the lowest ({low.address}) and the highest ({high.address}) of the {where(array)}, and the height of the curve, their difference ({span.address}).",
    )


def to_fahrenheit(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(16)
    times, divisor, add = draw.one((9, 5, 32), (8, 5, 0), (25, 10, 0), (3, 4, 10), (5, 8, 1), (7, 12, 0))
    made = Quotient(Product(Read(source), Number(times)), Number(divisor))
    return (put(result, plus(made, add) if add else made),), (
        f"Write a routine that converts a unit: the byte {source.address} times {times}, divided by {divisor} (rounded down){f', plus {add}' if add else ''}, to the word {result.address}.",
        f"How do I compute x * {times} / {divisor}{f' + {add}' if add else ''} for a byte x at {source.address}? 16-bit in between, integer division, result word {result.address}.",
        f"word[{result.address}] = byte[{source.address}] * {times} / {divisor}{f' + {add}' if add else ''}.",
        f"My foreign players want other units: {divisor} of mine are {times} of theirs{f', and theirs start at {add}' if add else ''}. Mine: {source.address}, one byte. Theirs: {result.address}, one word, no fractions (cut off after dividing).",
    )


def three_coins(draw: Drawer) -> Made:
    total = draw.variable(16, below=10000)
    gold, silver, copper = draw.variable(8), draw.variable(8), draw.variable(8)
    big, small = draw.one((100, 10), (240, 12), (144, 12), (100, 20), (60, 12))
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, total),
        put(gold, 0),
        While(check(rest, ">=", big), (less(rest, big), more(gold))),
        put(silver, 0),
        While(check(rest, ">=", small), (less(rest, small), more(silver))),
        put(copper, Half(Read(rest), high=False)),
    )
    return program, (
        f"Write a routine that changes the word {total.address} (below 10000) into coins: as many of {big} as fit to the byte {gold.address}, then of {small} to {silver.address}, and the rest to {copper.address}. The word itself stays.",
        f"How do I split money into {big}s, {small}s and ones? Amount: word {total.address}, < 10000. Counts to the bytes {gold.address}, {silver.address}, {copper.address}, largest coin first.",
        f"byte[{gold.address}] = n / {big}; byte[{silver.address}] = n % {big} / {small}; byte[{copper.address}] = n % {big} % {small}; n = word[{total.address}] < 10000.",
        f"The bank pays out {total.address} (16-bit, never 10000 or more) in gold worth {big}, silver worth {small} and copper worth 1, with as few coins as possible. Numbers of each to {gold.address}, {silver.address} and {copper.address}.",
        f"Make change for word {total.address} (< 10000, keep it): {gold.address} x {big}, {silver.address} x {small}, {copper.address} x 1, greedy.",
    )


def power_of_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    power, result = draw.variable(8, below=width), draw.variable(width)
    base = draw.one(1, 1, 3, 5)
    program = (put(result, base), Repeat(Read(power), (put(result, Shifted(Read(result), "left", 1)),)))
    modulo = f" (modulo {1 << width})" if base > 1 else ""
    return program, (
        f"Write a routine that doubles {base} as often as the byte {power.address} says (0 to {width - 1} times){modulo} and stores the {size(result)} at {result.address}.",
        f"How do I get {base} << n with n in {power.address}? n is below {width}; result {size(result)} {result.address}{modulo}.",
        f"{size(result)}[{result.address}] = {base} * 2^byte[{power.address}]{modulo}; exponent < {width}.",
        f"Every win in a row doubles the prize, which begins at {base}. After byte[{power.address}] wins (fewer than {width}) it is to be in {result.address}, a {size(result)}{modulo}.",
    )


def sum_up_to(draw: Drawer) -> Made:
    count, result = draw.variable(8, below=draw.one(50, 64, 100)), draw.variable(16)
    step = draw.one(1, 1, 2, 3, 5)
    term = Algorithms(draw).own("term", 16)
    program = (
        put(result, 0),
        put(term, step),
        Repeat(Read(count), (more(result, term), more(term, step))),
    )
    series = f"{step} + {2 * step} + {3 * step} + ..."
    return program, (
        f"Write a routine that sums the first byte[{count.address}] (below {count.below}) terms of {series} and stores the word at {result.address}; no terms give 0.",
        f"How do I compute {series} with n terms? n: byte {count.address}, < {count.below}. Sum, modulo 65536, to word {result.address}.",
        f"word[{result.address}] = {f'{step} * ' if step > 1 else ''}n * (n + 1) / 2, n = byte[{count.address}] < {count.below}.",
        f"Level k costs {step if step > 1 else ''}{' times ' if step > 1 else ''}k points. What did all levels up to number {count.address} (a byte, never {count.below} or more) cost together? Write it to {result.address}, 16-bit.",
    )


def turn_direction(draw: Drawer) -> Made:
    heading, wanted, result = draw.variable(8), draw.variable(8), draw.variable(8)
    gap = minus(wanted, heading)
    program = (
        put(result, 0),
        when(check(heading, "==", wanted), Stop()),
        put(result, either(Bits(gap, 0x80, "none"), 1, 0xFF)),
    )
    turns = draw.one(None, draw.rng.randrange(1, 8))
    if turns:
        program = (program[1], If(Bits(gap, 0x80, "none"), (more(heading, turns),), (less(heading, turns),)))  # type: ignore[assignment]
        return program, (
            f"Write a routine that turns towards a direction: angles are bytes (256 to the circle). Unless {heading.address} equals {wanted.address}, add {turns} to {heading.address} if ({wanted.address} - {heading.address}) modulo 256 is below 128, otherwise subtract {turns} (both wrap).",
            f"How do I rotate a homing shot by {turns} the short way? Heading {heading.address}, goal {wanted.address}. d = goal - heading (8 bits): 0 nothing, $01-$7F heading += {turns}, $80-$FF heading -= {turns}.",
            f"d = byte[{wanted.address}] - byte[{heading.address}] mod 256; if d != 0: byte[{heading.address}] {'+='} (d < $80 ? {turns} : -{turns}).",
            f"My missile flies at the angle {heading.address} and wants {wanted.address}; a full turn is 256. Each call it turns {turns} units: upwards if the goal is 1 to 127 units ahead, downwards if it's 128 or more, not at all when it's there. It may overshoot.",
        )
    return program, (
        f"Write a routine that says which way to turn: 0 at {result.address} if the angles {heading.address} and {wanted.address} (bytes, 256 to the circle) are equal, 1 if ({wanted.address} - {heading.address}) modulo 256 is 1 to 127, $FF otherwise.",
        f"How do I find the shorter rotation? Heading {heading.address}, goal {wanted.address}, d = goal - heading as a byte. {result.address} = 0 for d = 0, 1 for $01..$7F, $FF for $80..$FF.",
        f"d = (byte[{wanted.address}] - byte[{heading.address}]) & $FF; byte[{result.address}] = d == 0 ? 0 : d < $80 ? 1 : $FF.",
        f"The turret points to {heading.address}, the hero is at angle {wanted.address}; 256 units make a circle. Put 1 (turn up), $FF (turn down) or 0 (on target) in {result.address}. Exactly opposite counts as down.",
    )


def compass_sector(draw: Drawer) -> Made:
    angle, result = draw.variable(8), draw.variable(8)
    bits = draw.one(2, 3, 3, 4)
    sectors = 1 << bits
    half = 128 >> bits
    made = Shifted(plus(angle, half), "right", 8 - bits)
    return (put(result, made),), (
        f"Write a routine that turns an angle into one of {sectors} directions: the byte {angle.address} (256 to the circle) plus {half}, modulo 256, divided by {256 // sectors} (rounded down), to {result.address}.",
        f"How do I snap an 8-bit angle to the nearest of {sectors} directions? ((angle {angle.address} + ${half:02X}) & $FF) >> {8 - bits}; result 0..{sectors - 1} in {result.address}.",
        f"byte[{result.address}] = ((byte[{angle.address}] + {half}) mod 256) / {256 // sectors}.",
        f"My sprite has {sectors} views. View 0 is for angles around 0, from {256 - half} to {half - 1}, view 1 for the next {256 // sectors} units, and so on. Angle {angle.address}, a byte; number of the view to {result.address}.",
        f"Angle byte {angle.address} -> sector 0-{sectors - 1} in {result.address}, centered: add ${half:02X} (wrap), keep the top {bits} bits.",
    )


def fraction_of(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(8)
    times, shift = draw.one((3, 2), (3, 3), (5, 3), (7, 3), (3, 4), (11, 4))
    made = Half(Shifted(Scaled(Widened(Read(source)), times), "right", shift), high=False)
    return (put(result, made),), (
        f"Write a routine that takes {times}/{1 << shift} of the byte {source.address}, computed in 16 bits and rounded down, and stores the byte at {result.address}.",
        f"How do I multiply a byte by {times}/{1 << shift}? x = {source.address}: (x * {times}) >> {shift} without overflow, to {result.address}.",
        f"byte[{result.address}] = byte[{source.address}] * {times} / {1 << shift}, integer.",
        f"In the snow everything walks at {times}/{1 << shift} of its pace. Pace {source.address} (unsigned byte, unchanged), slowed pace {result.address}; drop the fraction.",
    )


def fade_away(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    level, shift = draw.variable(width), draw.one(2, 3, 4)
    small = 1 << shift
    program = (
        If(
            check(level, "<", small),
            (put(level, 0),),
            (less(level, Shifted(Read(level), "right", shift)),),
        ),
    )
    return program, (
        f"Write a routine that lets a value die away: if the {size(level)} {level.address} is below {small} it becomes 0; otherwise it loses 1/{small} of itself (rounded down).",
        f"How do I do exponential decay on {size(level)} {level.address}? x -= x >> {shift}, unsigned; below {small} straight to 0.",
        f"x = x < {small} ? 0 : x - (x >> {shift}); x = {size(level)} {level.address}, unsigned.",
        f"The echo in my cave: {level.address} ({size(level)}) is the loudness, and with each call a {small}th of it (whole units) is gone; what is under {small} cannot be heard and ends at 0.",
        f"{size(level).title()} {level.address}: minus a {small}th of itself per call; anything under {small} drops to zero.",
    )


def spill_over(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    tank, extra = draw.variable(width), draw.variable(width)
    most = draw.rng.randrange(20, 220) if width == 8 else draw.rng.randrange(300, 9000)
    program = (
        If(
            check(tank, ">", most),
            (put(extra, minus(tank, most)), put(tank, most)),
            (put(extra, 0),),
        ),
    )
    return program, (
        f"Write a routine that cuts the {size(tank)} {tank.address} down to {most} and stores what was too much at {extra.address} (0 if nothing was); unsigned.",
        f"How do I clip a value at {most} and keep the excess? Value {tank.address}, excess to {extra.address}, both {size(tank)}s, unsigned.",
        f"e = max(v - {most}, 0); v = min(v, {most}); v = {size(tank)} {tank.address}, e = {size(extra)} {extra.address}, unsigned.",
        f"The barrel takes {most}. If {tank.address} ({size(tank)}) says more, the surplus runs into {extra.address} and the barrel is just full; if not, {extra.address} is 0.",
        f"Cap {tank.address} at {most}; overflow amount (or 0) to {extra.address}; {size(tank)}s, unsigned.",
    )


def to_multiple(draw: Drawer) -> Made:
    source, result = draw.variable(16), draw.variable(16)
    unit = draw.one(3, 5, 6, 7, 10, 12, 20, 24, 50, 100)
    program = (put(result, minus(source, Quotient(Read(source), Number(unit), remainder=True))),)
    return program, (
        f"Write a routine that rounds the word {source.address} down to a multiple of {unit} and stores it at {result.address} (word).",
        f"How do I quantise a 16-bit value to steps of {unit}? Value {source.address}; value minus value mod {unit} to {result.address}; unsigned.",
        f"word[{result.address}] = word[{source.address}] - word[{source.address}] % {unit}.",
        f"Shops only take round sums: the price in {source.address} is lowered to the next {unit} points and shown at {result.address}. Both are two bytes.",
    )


def elapsed_time(draw: Drawer) -> Made:
    m1, m2 = draw.variable(8), draw.variable(8)
    s1, s2 = draw.variable(8, below=60), draw.variable(8, below=60)
    minutes, seconds = draw.variable(8), draw.variable(8)
    program = (
        put(minutes, minus(m2, m1)),
        put(seconds, minus(s2, s1)),
        when(check(s2, "<", s1), more(seconds, 60), less(minutes)),
    )
    return program, (
        f"Write a routine that subtracts two clock times: end is {m2.address} minutes and {s2.address} seconds, start {m1.address} minutes and {s1.address} seconds (bytes, seconds always below 60). Minutes of the difference to {minutes.address} (modulo 256), seconds (0 to 59) to {seconds.address}, with a borrow of 60 seconds where needed.",
        f"How do I compute elapsed time in m:s? {m2.address}:{s2.address} minus {m1.address}:{s1.address}; s < 60. If the seconds don't suffice, add 60 to them and take 1 from the minutes. Result {minutes.address}:{seconds.address}.",
        f"m = m2 - m1; s = s2 - s1; if s2 < s1: s += 60, --m. m2 = byte {m2.address}, s2 = byte {s2.address}, m1 = byte {m1.address}, s1 = byte {s1.address}, m to {minutes.address}, s to {seconds.address}; s1, s2 < 60.",
        f"My maze was entered at {m1.address}:{s1.address} and left at {m2.address}:{s2.address} (minutes:seconds, a byte each, no seconds above 59). How long did it take? Minutes at {minutes.address}, seconds at {seconds.address}; minutes wrap below 0.",
        f"{m2.address}:{s2.address} - {m1.address}:{s1.address} = {minutes.address}:{seconds.address}, bytes, base 60 for the seconds (inputs valid), minutes wrap.",
    )


def lap_total(draw: Drawer) -> Made:
    m1, m2 = draw.variable(8), draw.variable(8)
    s1, s2 = draw.variable(8, below=60), draw.variable(8, below=60)
    program = (
        more(m1, m2),
        more(s1, s2),
        when(check(s1, ">=", 60), less(s1, 60), more(m1)),
    )
    return program, (
        f"Write a routine that adds a lap of {m2.address} minutes and {s2.address} seconds to the total of {m1.address} minutes and {s1.address} seconds. All are bytes, seconds are below 60 before and after; minutes wrap.",
        f"How do I add two m:s times? {m1.address}:{s1.address} += {m2.address}:{s2.address}; seconds below 60, carry 60 of them into a minute. Minutes modulo 256.",
        f"m1 += m2; s1 += s2; if s1 >= 60: s1 -= 60, ++m1. m1 = byte {m1.address}, s1 = byte {s1.address}, m2 = byte {m2.address}, s2 = byte {s2.address}; s1, s2 < 60 at first.",
        f"Race total so far: {m1.address} (min), {s1.address} (sec). Latest lap: {m2.address} (min), {s2.address} (sec). No seconds byte ever holds 60 or more. Add the lap to the total.",
    )


def carat_rating(draw: Drawer) -> Made:
    weight, stars = draw.variable(16), draw.variable(8)
    limits = sorted(draw.rng.sample(range(100, 5000, 50), 3))
    fast = draw.maybe(0.5)
    order = limits if fast else limits[::-1]
    relation = "<=" if fast else ">="
    first, second, third = order
    program = (
        put(stars, 3),
        when(check(weight, "<=" if fast else ">=", first), Stop()),
        put(stars, 2),
        when(check(weight, "<=" if fast else ">=", second), Stop()),
        put(stars, either(check(weight, "<=" if fast else ">=", third), 1, 0)),
    )
    word = "at most" if fast else "at least"
    return program, (
        f"Write a routine that awards stars for the word {weight.address} (unsigned): 3 for {word} {first}, else 2 for {word} {second}, else 1 for {word} {third}, else none (0); to the byte {stars.address}.",
        f"How do I rate a result with 0 to 3 stars? Word {weight.address}: {relation} {first} three, {relation} {second} two, {relation} {third} one, otherwise zero. Byte {stars.address}.",
        f"byte[{stars.address}] = w {relation} {first} ? 3 : w {relation} {second} ? 2 : w {relation} {third} ? 1 : 0; w = word[{weight.address}], unsigned.",
        f"{'The quicker the better' if fast else 'The more the better'}: {first} {'frames' if fast else 'points'} {'or less' if fast else 'or more'} in {weight.address} (two bytes) earn three stars, {second} two, {third} one. The rest earn nothing. Number of stars to {stars.address}.",
    )


def smooth_steps(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(4, 5, 8, 12, 16))
    before, held = (algorithms := Algorithms(draw)).own("before"), algorithms.own("held")
    program = (
        put(before, at(array, 0)),
        Each(
            (array,),
            (
                put(held, Here(array)),
                put(Here(array), Binary("average", Read(held), Read(before))),
                put(before, held),
            ),
        ),
    )
    return program, (
        f"Write a routine that smooths a curve: each of the {where(array)} but the first becomes the mean (rounded down, no overflow) of its old value and the old value of the one before it; the first stays.",
        f"How do I run a two-tap low-pass over the {where(array)}? new a[i] = (a[i] + a[i - 1]) / 2 with the original values, a[0] unchanged, 9-bit sums, rounded down.",
        f"a'[0] = a[0]; a'[i] = (a[i] + a[i - 1]) >> 1 for i = 1..{array.length - 1}; in place; a: bytes at {array.address}.",
        f"The landscape generator makes jagged heights: {array.length} bytes from {array.address}. Flatten them once: every height is averaged with its left neighbour as that was before smoothing; fractions are dropped, the leftmost keeps its height.",
        f"Blur in place, {where(array)}: a[i] = floor((old a[i - 1] + old a[i]) / 2), a[0] as is, no overflow.",
    )


RECIPES = (
    thermostat,
    bar_length,
    moving_average,
    mean_of_list,
    grade_of,
    blend_by_fraction,
    fixed_point_step,
    subpixel_bytes,
    round_to_pixel,
    boxes_needed,
    dead_zone,
    from_sign_magnitude,
    signed_middle,
    peak_with_decay,
    saturated_total,
    nearest_entry,
    total_deviation,
    spread_of_list,
    to_fahrenheit,
    three_coins,
    power_of_two,
    sum_up_to,
    turn_direction,
    compass_sector,
    fraction_of,
    fade_away,
    spill_over,
    to_multiple,
    elapsed_time,
    lap_total,
    carat_rating,
    smooth_steps,
)
