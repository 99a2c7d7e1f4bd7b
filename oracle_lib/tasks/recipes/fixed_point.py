"""Fixed-point numbers, products and quotients: fractions, rounding, interpolation, ratios, saturation, signs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Field,
    Half,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Scaled,
    Shifted,
    Statement,
    Stop,
    Table,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, listed, masked, minus, more, plus, put, when

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def fraction_product(draw: Drawer) -> Made:
    value, factor, result = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(4, 5, 6, 7)
    rounded = draw.maybe(0.5)
    product = Product(Read(value), Read(factor))
    made = plus(product, 1 << (bits - 1)) if rounded else product
    how = f"rounded to the nearest (add {1 << (bits - 1)} first)" if rounded else "rounded down"
    add = f" + {1 << (bits - 1)}" if rounded else ""
    return (put(result, Half(Shifted(made, "right", bits), False)),), (
        f"Write a routine that multiplies the byte {value.address} by the fixed-point byte {factor.address}, which has {bits} fraction bits (1.0 is {1 << bits}). The product, {how}, goes to {result.address} (low 8 bits).",
        f"How do I scale by a {8 - bits}.{bits} number? byte {result.address} = (byte[{value.address}] * byte[{factor.address}]{add}) >> {bits}, 16-bit arithmetic, low byte kept.",
        f"byte[{result.address}] = ((byte[{value.address}] * byte[{factor.address}]{add}) >> {bits}) & $FF, all unsigned, sum modulo 65536.",
        f"The wind strength {factor.address} counts in 1/{1 << bits}: {1 << bits} leaves a speed as it is, {1 << (bits - 1)} halves it. Apply it to the speed in {value.address}; the new one, {how}, a byte, belongs at {result.address}.",
    )


def add_speed_fraction(draw: Drawer) -> Made:
    fraction, pixel, speed = draw.variable(8), draw.variable(16), draw.variable(8)
    sum_ = Algorithms(draw).own("sum", 16)
    program = (
        put(sum_, plus(Widened(Read(fraction)), Shifted(Widened(Read(speed)), "left", 4))),
        put(fraction, Half(Read(sum_), False)),
        more(pixel, Widened(Half(Read(sum_), True))),
    )
    return program, (
        f"Write a routine that moves an object by the unsigned speed {speed.address} in 1/16 pixels: 16 times the speed is added to the fraction byte {fraction.address} (1/256 pixels); the low byte of the sum becomes the new fraction, the high byte is added to the position word {pixel.address}.",
        f"How do I add a 4.4 speed to a 16.8 position? Speed byte {speed.address} (unsigned 4.4), fraction byte {fraction.address}, whole pixels word {pixel.address}. s = fraction + speed * 16; fraction = s & $FF; pixels += s >> 8.",
        f"s = byte[{fraction.address}] + 16 * byte[{speed.address}]; byte[{fraction.address}] = low(s); word[{pixel.address}] += high(s).",
        f"My boat goes {speed.address} sixteenths of a pixel per frame to the right. Its place is {pixel.address} (word), with 256ths in {fraction.address}. Let it go for one frame; both wrap in the usual manner.",
    )


def lerp_byte(draw: Drawer) -> Made:
    start, end, step = draw.variable(8), draw.variable(8), draw.variable(8, below=draw.one(9, 17))
    bits = 3 if step.below == 9 else 4
    total = 1 << bits
    result = draw.variable(8)
    made = Shifted(
        plus(Product(Read(end), Read(step)), Product(Read(start), minus(total, step))),
        "right",
        bits,
    )
    return (put(result, Half(made, False)),), (
        f"Write a routine that interpolates between the bytes {start.address} and {end.address}: with t = the byte {step.address} (0 to {total}), (end * t + start * ({total} - t)) / {total}, rounded down, goes to {result.address}.",
        f"How do I get the value t/{total} of the way from byte[{start.address}] to byte[{end.address}]? t = byte[{step.address}] <= {total}. Byte {result.address} = (start * ({total} - t) + end * t) >> {bits}.",
        f"byte[{result.address}] = (byte[{start.address}] * ({total} - t) + byte[{end.address}] * t) >> {bits}, t = byte[{step.address}], 0 <= t <= {total}.",
        f"A slider glides from {start.address} to {end.address} in {total} steps; {step.address} says how many are done, {total} at most. Where is it now? Weigh the two ends, drop the fraction, store at {result.address}.",
    )


def midpoint_signed(draw: Drawer) -> Made:
    one, other, result = draw.variable(16, signed=True), draw.variable(16, signed=True), draw.variable(16)
    made = plus(one, Shifted(minus(other, one), "signed right", 1))
    return (put(result, made),), (
        f"Write a routine that stores at the word {result.address} the point halfway from the word {one.address} to the word {other.address}: the first plus half of (second - first), that difference modulo 65536, signed, halved with rounding towards minus infinity.",
        f"How do I find the middle of two positions that may wrap? Words {one.address} (a), {other.address} (b): word {result.address} = a + ((b - a) as signed >> 1).",
        f"word[{result.address}] = a + asr(b - a, 1) mod 65536; a = word[{one.address}], b = word[{other.address}].",
        f"The camera looks at a spot between hero ({one.address}) and boss ({other.address}), 16-bit coordinates in a world that goes round. Take the hero's plus half the signed way to the boss (arithmetic shift, so -1 halves to -1). To {result.address}.",
    )


def nearest_multiple(draw: Drawer) -> Made:
    value, result = draw.variable(16), draw.variable(16)
    bits = draw.rng.randrange(1, 8)
    unit, half = 1 << bits, 1 << (bits - 1)
    made = masked(plus(value, half), 0xFFFF ^ (unit - 1))
    return (put(result, made),), (
        f"Write a routine that rounds the word {value.address} to the nearest multiple of {unit} (a rest of {half} or more goes up, modulo 65536) and stores it at the word {result.address}.",
        f"How do I round word[{value.address}] to units of {unit}? Halves up; result word {result.address}; $FFFF wraps to 0.",
        f"word[{result.address}] = (word[{value.address}] + {half}) & ${0xFFFF ^ (unit - 1):04X}.",
        f"A dropped icon snaps to a raster of {unit} pixels, whichever line is closer (the middle belongs to the higher one). From {value.address} to {result.address}, 16 bits each.",
    )


def divide_rounded(draw: Drawer) -> Made:
    value, result = draw.variable(16, below=draw.one(1000, 10000, 60000)), draw.variable(16)
    by = draw.one(3, 5, 6, 7, 9, 10, 12, 60, 100)
    manner = draw.one("nearest", "up")
    add = by // 2 if manner == "nearest" else by - 1
    made = Quotient(plus(value, add), Number(by))
    words = {
        "nearest": f"rounded to the nearest whole number (add {add} before dividing)",
        "up": f"rounded up (add {add} before dividing)",
    }
    return (put(result, made),), (
        f"Write a routine that divides the word {value.address} (below {value.below}) by {by}, {words[manner]}, and stores the quotient at the word {result.address}.",
        f"How do I divide by {by} with rounding {'up' if manner == 'up' else 'to nearest'}? word {result.address} = (word[{value.address}] + {add}) / {by}; value < {value.below}.",
        f"word[{result.address}] = floor((word[{value.address}] + {add}) / {by}), value < {value.below}.",
        f"{by} crumbs make a loaf, and my baker rounds {'every begun loaf up' if manner == 'up' else 'in the commercial way'}: {value.address} crumbs (two bytes, under {value.below}) plus {add}, divided by {by}. Loaves at {result.address}, two bytes.",
    )


def quotient_and_rest(draw: Drawer) -> Made:
    value, divisor = draw.variable(16), draw.variable(8)
    quotient, rest = draw.variable(16), draw.variable(16)
    safe = either(check(divisor, "==", 0), 1, divisor)
    by = Algorithms(draw).own("divisor")
    program = (
        put(by, safe),
        put(quotient, Quotient(Read(value), Read(by))),
        put(rest, Quotient(Read(value), Read(by), True)),
    )
    return program, (
        f"Write a routine that divides the word {value.address} by the byte {divisor.address} (0 counts as 1): quotient to the word {quotient.address}, remainder to the word {rest.address}. Unsigned.",
        f"How do I divide by a variable without dividing by zero? Dividend word {value.address}, divisor byte {divisor.address} (treat 0 as 1). Word {quotient.address} = quotient, word {rest.address} = remainder.",
        f"d = byte[{divisor.address}] or 1 if that is 0; word[{quotient.address}] = word[{value.address}] / d; word[{rest.address}] = word[{value.address}] % d.",
        f"Loot of {value.address} coins is shared by {divisor.address} heroes (a byte; if it says 0, one takes all). Each gets {quotient.address}, and {rest.address} coins are left. Everything but the number of heroes is 16 bits.",
    )


def times_constant(draw: Drawer) -> Made:
    value, result = draw.variable(16), draw.variable(16)
    factor = draw.one(7, 9, 11, 13, 14, 15, 17, 18, 21, 24, 30, 31, 33, 36, 40, 48, 63, 65, 96)
    add = draw.one(0, draw.rng.randrange(1, 200))
    made = plus(Scaled(Read(value), factor), add) if add else Scaled(Read(value), factor)
    tail = f" + {add}" if add else ""
    return (put(result, made),), (
        f"Write a routine that stores {factor} times the word {value.address}{f' plus {add}' if add else ''}, modulo 65536, at the word {result.address}.",
        f"How do I multiply a word by {factor} without the hardware? word {result.address} = word[{value.address}] * {factor}{tail}, low 16 bits.",
        f"word[{result.address}] = {factor} * word[{value.address}]{tail} mod 65536.",
        f"Every house in my city builder yields {factor} gold{f', and the castle {add} more' if add else ''}. {value.address} houses (word): the income, 16 bits and wrapping, goes to {result.address}.",
    )


def ratio_bar(draw: Drawer) -> Made:
    part, whole, result = draw.variable(8), draw.variable(8), draw.variable(8)
    length = draw.one(8, 10, 16, 20, 32, 48, 64)
    by = Algorithms(draw).own("whole")
    program = (
        put(result, 0),
        when(check(whole, "==", 0), Stop()),
        put(by, whole),
        put(
            result,
            Half(
                Binary(
                    "min",
                    Quotient(Product(Read(part), Number(length)), Read(by)),
                    Number(length, 16),
                ),
                False,
            ),
        ),
    )
    return program, (
        f"Write a routine that computes a bar's length: {length} times the byte {part.address} divided by the byte {whole.address}, rounded down, at most {length}; to {result.address}. If {whole.address} is 0 the result is 0.",
        f"How do I show byte[{part.address}] of byte[{whole.address}] on a bar of {length} pixels? min({length}, part * {length} / whole), whole 0 -> 0. Byte {result.address}.",
        f"byte[{result.address}] = w == 0 ? 0 : min({length}, {length} * byte[{part.address}] / w), w = byte[{whole.address}].",
        f"My boss bar is {length} pixels long when {part.address} (his energy) is as much as {whole.address} (his maximum). Shorter in proportion, fraction dropped, never longer; no maximum, no bar. Pixels to {result.address}.",
    )


def signed_product(draw: Drawer) -> Made:
    value, factor, result = draw.variable(8, signed=True), draw.variable(8), draw.variable(16)
    working = Algorithms(draw)
    size = working.own("size")
    program = (
        put(size, Unary("magnitude", Read(value))),
        put(result, Product(Read(size), Read(factor))),
        when(check(value, "<", 0, True), put(result, Unary("negate", Read(result)))),
    )
    return program, (
        f"Write a routine that multiplies the signed byte {value.address} by the unsigned byte {factor.address}; the signed 16-bit product goes to the word {result.address}.",
        f"How do I multiply signed by unsigned? s8 at {value.address}, u8 at {factor.address}, s16 result at {result.address}.",
        f"word[{result.address}] = signed(byte[{value.address}]) * byte[{factor.address}] mod 65536.",
        f"A direction from -128 to 127 ({value.address}) is stretched by a distance from 0 to 255 ({factor.address}). The offset, two bytes in two's complement, belongs at {result.address}.",
    )


def shift_by_variable(draw: Drawer) -> Made:
    value, count, result = draw.variable(16), draw.variable(8, below=draw.one(8, 16)), draw.variable(16)
    direction = draw.one("left", "right", "signed right")
    made = Algorithms(draw).own("made", 16)
    program = (
        put(made, value),
        Repeat(Read(count), (put(made, Shifted(Read(made), direction, 1)),)),
        put(result, made),
    )
    most = (count.below or 0) - 1
    sign = {"left": "<<", "right": ">>", "signed right": ">> (arithmetic)"}[direction]
    words = {
        "left": "multiplies by a power of two",
        "right": "divides by a power of two",
        "signed right": "divides a signed number by a power of two (rounding down)",
    }[direction]
    return program, (
        f"Write a routine that {words}: the word {value.address} is shifted {direction.replace('signed right', 'right, the sign bit repeated,')} by byte[{count.address}] places (0 to {most}) and stored at the word {result.address}.",
        f"How do I shift a word by a variable count? word {result.address} = word[{value.address}] {sign} byte[{count.address}]; count <= {most}.",
        f"word[{result.address}] = word[{value.address}] {sign} byte[{count.address}], 16 bits, count 0..{most}.",
        f"The zoom level {count.address} (0 to {most}) {'doubles' if direction == 'left' else 'halves'} the size in {value.address}{', a signed word,' if 'signed' in direction else ', a word,'} once per level. The outcome, 16 bits, is wanted at {result.address}{'; overflow is lost' if direction == 'left' else '; fractions are cut off downwards'}.",
    )


def reciprocal_table(draw: Drawer) -> Made:
    value, divisor, result = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    numbers = tuple(255 if n < 2 else 256 // n for n in range(8))
    table = Table("ReciprocalTable", "reciprocal", numbers)
    made = Half(Product(Read(value), Read(at(table, divisor))), True)
    return (put(result, made),), (
        f"Write a routine that divides by way of a table: the byte {value.address} times entry byte[{divisor.address}] (0 to 7) of {listed(table)}; the high byte of the 16-bit product goes to {result.address}.",
        f"How do I avoid division with reciprocals? r = ({listed(table)})[byte[{divisor.address}]], index < 8; byte {result.address} = (byte[{value.address}] * r) >> 8.",
        f"byte[{result.address}] = byte[{value.address}] * ({listed(table)})[byte[{divisor.address}]] >> 8; index < 8.",
        f"Perspective in my racing game: a size {value.address} is divided by a distance class {divisor.address} (below 8) approximately, by multiplying with {listed(table)} (one for each class) and keeping only the upper byte of the product. Size on screen to {result.address}.",
    )


def weighted_mean(draw: Drawer) -> Made:
    old, new, result = draw.variable(8), draw.variable(8), draw.variable(8)
    weight = draw.one(3, 7, 15, 5)
    total = weight + 1
    new_weight = 1
    if weight == 5:
        total, new_weight = 8, 3
    bits = total.bit_length() - 1
    sum_ = plus(
        Scaled(Widened(Read(old)), weight),
        Scaled(Widened(Read(new)), new_weight) if new_weight > 1 else Widened(Read(new)),
    )
    return (put(result, Half(Shifted(sum_, "right", bits), False)),), (
        f"Write a routine that smooths a value: ({weight} * byte {old.address} + {new_weight} * byte {new.address}) / {total}, rounded down, computed without overflow, to {result.address}.",
        f"How do I take a weighted mean of two bytes, {weight} parts byte[{old.address}] and {new_weight} part{'s' if new_weight > 1 else ''} byte[{new.address}]? Sum in 16 bits, >> {bits}, to {result.address}.",
        f"byte[{result.address}] = ({weight} * byte[{old.address}] + {new_weight} * byte[{new.address}]) >> {bits}.",
        f"A needle follows its gauge slowly: of {total} parts the new position has {weight} of the old one ({old.address}) and {new_weight} of the measured one ({new.address}). Cut the fraction; store at {result.address}.",
    )


def percent_of_word(draw: Drawer) -> Made:
    value, percent, result = draw.variable(8), draw.variable(8, below=101), draw.variable(16)
    made = Quotient(Product(Read(value), Read(percent)), Number(100))
    less_it = draw.maybe(0.4)
    full = minus(Widened(Read(value)), made) if less_it else made
    return (put(result, full),), (
        f"Write a routine that {'reduces' if less_it else 'takes a share of'} the byte {value.address}: byte[{percent.address}] percent of it (0 to 100, rounded down){' is subtracted from it' if less_it else ''}; the result is the word {result.address}.",
        f"How do I compute a {'discount' if less_it else 'percentage'}? value byte {value.address}, percent byte {percent.address} <= 100. Word {result.address} = {'value - ' if less_it else ''}value * percent / 100 (quotient rounded down).",
        f"word[{result.address}] = {'v - ' if less_it else ''}floor(v * byte[{percent.address}] / 100), v = byte[{value.address}], percent <= 100.",
        f"{'The rebate' if less_it else 'The tax'} in this town is {percent.address} percent, at most 100. For goods worth {value.address} (one byte) write {'what is left to pay' if less_it else 'the tax'} to {result.address}, 16 bits; the percentage part drops its fraction.",
    )


def square_difference(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(16)
    gap = Algorithms(draw).own("gap")
    program = (
        put(gap, Binary("distance", Read(one), Read(other))),
        put(result, Product(Read(gap), Read(gap))),
    )
    return program, (
        f"Write a routine that stores the square of the difference of the bytes {one.address} and {other.address} (unsigned) at the word {result.address}.",
        f"How do I compute (a - b)^2 for two unsigned bytes? a {one.address}, b {other.address}, 16-bit result {result.address}.",
        f"word[{result.address}] = (byte[{one.address}] - byte[{other.address}])^2.",
        f"The judges punish a wrong guess by the square of the error. Guess {one.address}, truth {other.address}, a byte each; points lost, two bytes, to {result.address}.",
    )


def clamp_signed_word(draw: Drawer) -> Made:
    value, result = draw.variable(16, signed=True), draw.variable(8)
    held = Algorithms(draw).own("held", 16)
    low, high = draw.one((-128, 127), (-64, 63), (-100, 100), (-16, 16), (0, 127))
    program = (
        put(held, value),
        when(check(held, "<", low, True), put(held, low)),
        when(check(held, ">", high, True), put(held, high)),
        put(result, Half(Read(held), False)),
    )
    return program, (
        f"Write a routine that narrows the signed word {value.address} to a signed byte at {result.address}: values below {low} become {low}, values above {high} become {high}.",
        f"How do I saturate a 16-bit signed number to {low}..{high} in one byte? Word {value.address} -> byte {result.address}, two's complement.",
        f"byte[{result.address}] = clamp(signed word[{value.address}], {low}, {high}) & $FF.",
        f"The stick's value was computed with 16 bits, signed ({value.address}), but the mixer takes a byte: {result.address}, no less than {low}, no more than {high}.",
    )


def angle_to_quadrant(draw: Drawer) -> Made:
    angle, quadrant, inner = draw.variable(8), draw.variable(8), draw.variable(8)
    flipped = Bits(Read(angle), 0x40, "any")
    part = masked(angle, 0x3F)
    program = (
        put(quadrant, Field(Read(angle), 6, 2)),
        put(inner, either(flipped, minus(0x3F, part), part)),
    )
    return program, (
        f"Write a routine that prepares a quarter-wave table look-up for the angle {angle.address} (256 is a full turn): its top two bits go to {quadrant.address} as 0 to 3; its low 6 bits go to {inner.address}, subtracted from $3F if bit 6 of the angle is set.",
        f"How do I reduce an 8-bit angle to the first quadrant? a = byte[{angle.address}]; byte {quadrant.address} = a >> 6; byte {inner.address} = a & $40 ? $3F - (a & $3F) : a & $3F.",
        f"byte[{quadrant.address}] = a >> 6; byte[{inner.address}] = (a & $3F) or, when a & $40, $3F - (a & $3F); a = byte[{angle.address}].",
        f"My sine table covers a quarter of the circle in 64 steps. Given the angle in {angle.address}, say which quarter (0 to 3, {quadrant.address}) and where to look ({inner.address}): the second and fourth quarters run backwards from 63.",
    )


def fraction_countdown(draw: Drawer) -> Made:
    phase, rate, ticks = draw.variable(8), draw.variable(8), draw.variable(8)
    sum_ = Algorithms(draw).own("sum", 16)
    program: tuple[Statement, ...] = (
        put(sum_, plus(Widened(Read(phase)), Widened(Read(rate)))),
        put(phase, Half(Read(sum_), False)),
        when(check(sum_, ">=", 0x100), more(ticks)),
    )
    return program, (
        f"Write a routine that runs an event at a fraction of the frame rate: the byte {rate.address} is added to the phase {phase.address} (modulo 256), and when that overflows the counter {ticks.address} rises by 1.",
        f"How do I make something happen rate/256 times a frame? phase (byte {phase.address}) += rate (byte {rate.address}); on carry ++byte[{ticks.address}].",
        f"s = byte[{phase.address}] + byte[{rate.address}]; byte[{phase.address}] = s & $FF; byte[{ticks.address}] += s >> 8.",
        f"The song's tempo is {rate.address} 256ths of a tick per frame. {phase.address} collects them; whenever it runs over, a whole tick is due: one more in {ticks.address}.",
    )


def slope_height(draw: Drawer) -> Made:
    x, left, slope = draw.variable(8, below=16), draw.variable(8), draw.variable(8, signed=True)
    result = draw.variable(8)
    working = Algorithms(draw)
    run, times = working.own("run", 16), working.own("size")
    program = (
        put(times, Unary("magnitude", Read(slope))),
        put(run, Shifted(Product(Read(times), Read(x)), "right", 4)),
        If(
            check(slope, "<", 0, True),
            (put(result, minus(left, Half(Read(run), False))),),
            (put(result, plus(left, Half(Read(run), False))),),
        ),
    )
    return program, (
        f"Write a routine that finds the height on a slope: the height at the left is the byte {left.address}, the rise over 16 pixels the signed byte {slope.address}, x the byte {x.address} (0 to 15). |rise| * x / 16 (rounded down) is added to the left height, or subtracted if the rise is negative (modulo 256). Result: {result.address}.",
        f"How do I interpolate a slope tile? h0 byte {left.address}, rise s8 {slope.address}, x byte {x.address} < 16. d = (|rise| * x) >> 4; byte {result.address} = rise < 0 ? h0 - d : h0 + d.",
        f"d = |r| * x >> 4; byte[{result.address}] = h + (r < 0 ? -d : d) mod 256; h = byte[{left.address}], r = signed byte[{slope.address}], x = byte[{x.address}] < 16.",
        f"Hills in my game are 16 pixels wide and go up or down by {slope.address} (signed) from the ground height {left.address}. Under the hero's x within the hill, {x.address} (0..15), the ground is at left height plus the part x/16 of the change, the part's size rounded towards zero. Put it at {result.address}.",
    )


RECIPES = (
    fraction_product,
    add_speed_fraction,
    lerp_byte,
    midpoint_signed,
    nearest_multiple,
    divide_rounded,
    quotient_and_rest,
    times_constant,
    ratio_bar,
    signed_product,
    shift_by_variable,
    reciprocal_table,
    weighted_mean,
    percent_of_word,
    square_difference,
    clamp_signed_word,
    angle_to_quadrant,
    fraction_countdown,
    slope_height,
)
