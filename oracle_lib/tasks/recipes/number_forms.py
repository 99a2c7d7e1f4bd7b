"""Forms of numbers: packed BCD, sign and magnitude, offset and negative bases, small floats, clocks, digits as tiles."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Each,
    Either,
    Expression,
    Half,
    Here,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Report,
    Scaled,
    Shifted,
    Statement,
    Table,
    Unary,
    Variable,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
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
    toggled,
    value,
    when,
)

SUBJECT = "text and decimal"


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


def bcd_word_to_number(draw: Drawer) -> Made:
    packed, result = draw.variable(16), draw.variable(16)
    told = draw.maybe(0.5)
    thousands = Scaled(wide(shr(high(packed), 4)), 1000)
    hundreds = Scaled(wide(masked(high(packed), 15)), 100)
    tens = Scaled(wide(shr(low(packed), 4)), 10)
    program = (put(result, plus(plus(thousands, hundreds), plus(tens, wide(masked(low(packed), 15))))),)
    form = "four decimal digits in nibbles, the top nibble being the thousands" if told else "packed BCD"
    return program, (
        f"Write a routine that converts the word {packed.address}, {form}, to a plain binary word at {result.address} (a nibble above 9 counts as what it is).",
        f"How do I turn four-digit BCD into binary? {packed.address} (word, {form}) -> word {result.address}.",
        f"word[{result.address}] = 1000 * n3 + 100 * n2 + 10 * n1 + n0, n3..n0 the nibbles of word[{packed.address}].",
        f"bcd16 {packed.address} -> u16 {result.address}, digits not checked",
        f"The score counter runs in decimal mode ({packed.address}, 16 bits: $1234 is twelve hundred and thirty-four), but the reward table wants an ordinary number. Make one at {result.address}; no check of the digits.",
    )


def number_to_bcd_word(draw: Drawer) -> Made:
    capped = draw.maybe(0.5)
    number, result = draw.variable(16, below=None if capped else 10000), draw.variable(16)
    own = Algorithms(draw).own
    rest, made = own("rest", 16), own("made", 16)
    start: tuple[Statement, ...] = (put(rest, number),)
    if capped:
        start = (put(rest, number), when(check(rest, ">", 9999), put(rest, 9999)))
    program = (
        *start,
        put(made, 0),
        While(check(rest, ">=", 1000), (less(rest, 1000), more(made, 0x1000))),
        While(check(rest, ">=", 100), (less(rest, 100), more(made, 0x100))),
        While(check(rest, ">=", 10), (less(rest, 10), more(made, 0x10))),
        put(result, plus(made, rest)),
    )
    limit = "anything above 9999 shows as 9999" if capped else "it never exceeds 9999"
    return program, (
        f"Write a routine that converts the word {number.address} to four packed BCD digits in the word {result.address} (thousands in the top nibble); {limit}.",
        f"How do I get BCD from a binary word? {number.address} -> {result.address}, four digits, most significant nibble first; {limit}.",
        f"word[{result.address}] = int(str({'min(n, 9999)' if capped else 'n'}), 16), n = word[{number.address}]{'' if capped else ' < 10000'}.",
        f"u16 {number.address} -> bcd16 {result.address}{', clamp 9999' if capped else ' (input < 10000)'}",
        f"My display chip takes a decimal digit in every nibble. Give it {number.address}, a normal 16-bit count ({limit}), as such a word at {result.address}: 1234 becomes $1234.",
    )


def digits_all_decimal(draw: Drawer) -> Made:
    packed = draw.variable(16)
    count = draw.variable(8)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    program = (
        put(count, 0),
        put(rest, packed),
        Repeat(
            Number(4),
            (when(check(masked(rest, 15), ">", 9), more(count)), put(rest, shr(rest, 4))),
        ),
        Report(check(count, "==", 0)),
    )
    return program, (
        f"Write a routine that checks a packed BCD word: {count.address} gets the number of nibbles of {packed.address} that are no decimal digits, and the carry is set if there are none of them, else clear.",
        f"How do I validate BCD? Word {packed.address}, bad nibbles ($A-$F) counted to byte {count.address}, carry set = all four are digits.",
        f"byte[{count.address}] = how many of the four nibbles of word[{packed.address}] exceed 9; carry = (that == 0).",
        f"is {packed.address} valid bcd16? C; bad digits -> {count.address}",
        f"A corrupted save showed my gold as 1A/7. Before drawing, test that the decimal word {packed.address} has only figures from 0 to 9 in its four nibbles: carry set if so, clear if not; the number of faulty ones goes to {count.address}.",
    )


def ones_to_twos(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, result = draw.variable(width), draw.variable(width)
    back = draw.maybe(0.4)
    kind = size(number)
    step = minus(number, 1) if back else plus(number, 1)
    program = (put(result, number), when(Bits(Read(number), 1 << (width - 1), "any"), put(result, step)))
    source, target = ("two's", "ones'") if back else ("ones'", "two's")
    return program, (
        f"Write a routine that converts the {kind} {number.address} from {source} complement to {target} complement at {result.address}: a negative number (top bit set) is {'decremented' if back else 'incremented'}, others are copied{'; the lowest number, which has no counterpart, just wraps' if back else ''}.",
        f"How do I go from {source} to {target} complement? {kind} {number.address} -> {result.address}: {'-1' if back else '+1'} if the sign bit is set ({width}-bit wrap).",
        f"{kind}[{result.address}] = x {'-' if back else '+'} (x >> {width - 1}), x = {kind}[{number.address}].",
        f"{source} -> {target} complement, {number.address} to {result.address}, {width} bits",
        f"An old drum computer in my game {'expects' if back else 'stores'} negative numbers as inverted positives. {'Translate my ordinary signed' if back else 'Its'} {kind} {number.address} {'into that form' if back else 'must become an ordinary signed one'} at {result.address}: {'one less' if back else 'one more'} whenever the sign is set.",
    )


def add_signs_and_sizes(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b = own("first", 16), own("second", 16)

    def read(target: Variable, of: Variable) -> tuple[Statement, ...]:
        return (
            put(target, wide(masked(of, 0x7F))),
            when(Bits(Read(of), 0x80, "any"), put(target, Unary("negate", Read(target)))),
        )

    program = (
        *read(a, one),
        *read(b, other),
        more(a, b),
        put(b, Unary("magnitude", Read(a))),
        when(check(b, ">", 127), put(b, 127)),
        put(result, low(b)),
        when(check(a, "<", 0, signed=True), put(result, joined(result, 0x80))),
    )
    return program, (
        f"Write a routine that adds the sign-magnitude bytes {one.address} and {other.address} (bit 7 set: negative; bits 0-6 the amount) and stores the sum in the same form at {result.address}. Amounts above 127 become 127; a sum of zero is always $00.",
        f"How do I add numbers in sign-and-magnitude form? Bytes {one.address} + {other.address} -> {result.address}, sign in the top bit, saturate at 127 either way, never -0.",
        f"s = value(a) + value(b), value(x) = x & $80 ? -(x & $7F) : x; byte[{result.address}] = min(abs(s), 127) | (s < 0 ? $80 : 0); a = byte[{one.address}], b = byte[{other.address}].",
        f"sign-mag8 add: {one.address} + {other.address} -> {result.address}, sat +-127, zero = $00",
        f"My level editor writes offsets with a minus flag (bit 7) and a distance (7 bits). Add the offsets {one.address} and {other.address}; write the result likewise to {result.address}. Distances stop at 127, and nothing must come out as minus zero.",
    )


def from_offset_binary(draw: Drawer) -> Made:
    sample, result = draw.variable(8), draw.variable(16, signed=True)
    volume = draw.rng.randrange(1, 4)
    program = (put(result, Shifted(Widened(toggled(sample, 0x80), signed=True), "left", volume)),)
    return program, (
        f"Write a routine that converts an 8-bit sample in offset binary ({sample.address}, $80 is silence) to a signed word times {1 << volume} at {result.address}.",
        f"How do I make a signed sample from an unsigned one? Byte {sample.address} with bias 128 -> word {result.address}, two's complement, amplified by {1 << volume}.",
        f"int16[{result.address}] = (byte[{sample.address}] - 128) * {1 << volume}.",
        f"excess-128 {sample.address} -> s16 {result.address}, x{1 << volume}",
        f"The recorder centres its waves at 128: {sample.address} below that is negative. My mixer needs proper 16-bit two's complement, {1 << volume} times as loud. Put it at {result.address}.",
    )


def excess_three(draw: Drawer) -> Made:
    encode = draw.maybe(0.5)
    source, result = draw.variable(8, below=100 if encode else None), draw.variable(8)
    own = Algorithms(draw).own
    if encode:
        tens = own("tens")
        program: tuple[Statement, ...] = (
            put(tens, low(Quotient(wide(source), Number(10)))),
            put(result, plus(joined(shl(tens, 4), low(Quotient(wide(source), Number(10), remainder=True))), 0x33)),
        )
        return program, (
            f"Write a routine that encodes the number {source.address} (0 to 99) in excess-3: the tens digit plus 3 in the high nibble of {result.address}, the units digit plus 3 in the low one.",
            f"How do I write a two-digit number as excess-3 BCD? {source.address}, below 100, to byte {result.address}.",
            f"byte[{result.address}] = (n / 10 + 3) << 4 | (n % 10 + 3), n = byte[{source.address}] < 100.",
            f"XS-3: {source.address} (< 100) -> {result.address}",
            f"The Stibitz lock wants every decimal digit raised by three, so that complements come easily. {source.address} holds 0 to 99; its two digits in that manner, tens above units, make the byte {result.address}.",
        )
    program = (
        put(result, Scaled(minus(shr(source, 4), 3), 10)),
        put(result, plus(result, minus(masked(source, 15), 3))),
    )
    return program, (
        f"Write a routine that decodes the excess-3 byte {source.address}: (high nibble - 3) * 10 + low nibble - 3, modulo 256, goes to {result.address}.",
        f"How do I read two excess-3 digits ({source.address}) as a number? Subtract 3 from each nibble, tens times ten plus units, 8 bits, to {result.address}; invalid nibbles aren't checked.",
        f"byte[{result.address}] = 10 * ((x >> 4) - 3) + (x & 15) - 3, 8-bit wrap; x = byte[{source.address}].",
        f"XS-3 {source.address} -> binary {result.address}, unchecked, mod 256",
        f"The Stibitz lock shows each decimal digit three too high: $33 is 00 and $CC is 99. Which number do the nibbles of {source.address} stand for? Calculate it into {result.address}, byte arithmetic, without any test for nonsense.",
    )


def clock_of_seconds(draw: Drawer) -> Made:
    seconds, minutes, rest = draw.variable(16, below=6000), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    part = own("part")

    def packed(of: Expression) -> Expression:
        return joined(shl(low(Quotient(of, Number(10))), 4), low(Quotient(of, Number(10), remainder=True)))

    program = (
        put(part, low(Quotient(Read(seconds), Number(60)))),
        put(minutes, packed(wide(part))),
        put(part, low(Quotient(Read(seconds), Number(60), remainder=True))),
        put(rest, packed(wide(part))),
    )
    return program, (
        f"Write a routine that shows a time: the word {seconds.address} counts seconds (below 6000); its minutes go to {minutes.address} and its seconds within the minute to {rest.address}, each as two packed BCD digits.",
        f"How do I turn seconds into BCD mm:ss? Word {seconds.address} (under 6000) -> minutes {minutes.address}, seconds {rest.address}, a digit per nibble.",
        f"s = word[{seconds.address}] < 6000; byte[{minutes.address}] = bcd(s / 60); byte[{rest.address}] = bcd(s % 60); bcd(n) = n / 10 << 4 | n % 10.",
        f"{seconds.address} s (u16 < 6000) -> mm {minutes.address}, ss {rest.address}, packed BCD",
        f"The lap board has four digits, MM:SS, two per byte. For {seconds.address} seconds (a word that stays under 100 minutes) prepare the left byte at {minutes.address} and the right one at {rest.address}; $59 is what 59 looks like.",
    )


def hundredths_of_frames(draw: Drawer) -> Made:
    frames, seconds, hundredths = draw.variable(16), draw.variable(16), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(seconds, Quotient(Read(frames), Number(60))),
        put(rest, Quotient(Read(frames), Number(60), remainder=True)),
        put(hundredths, low(Quotient(Scaled(Read(rest), 5), Number(3)))),
    )
    return program, (
        f"Write a routine that converts the frame count in the word {frames.address} (60 a second) to whole seconds (word {seconds.address}) and hundredths (byte {hundredths.address}, 0 to 98), rounded down.",
        f"How do I show frames as seconds and centiseconds? Word {frames.address} / 60 -> word {seconds.address}; remaining frames * 5 / 3, truncated -> byte {hundredths.address}.",
        f"word[{seconds.address}], r = divmod(word[{frames.address}], 60); byte[{hundredths.address}] = r * 100 / 60 (floor).",
        f"{frames.address} frames @60 (u16) -> s {seconds.address} (u16), cs {hundredths.address}",
        f"Speedrunners want 12.35, not 741 frames. From the 16-bit frame counter {frames.address} make the seconds, {seconds.address} (16 bits), and the two decimals behind the point as one number, {hundredths.address}; sixty frames are a second, and never round up.",
    )


def add_minutes_to_clock(draw: Drawer) -> Made:
    hours, minutes = draw.variable(8, below=24), draw.variable(8, below=60)
    gain, days = draw.variable(8), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(wide(minutes), wide(gain))),
        While(
            check(total, ">=", 60),
            (
                less(total, 60),
                more(hours),
                when(check(hours, "==", 24), put(hours, 0), more(days)),
            ),
        ),
        put(minutes, low(total)),
    )
    return program, (
        f"Write a routine that advances a 24-hour clock by {gain.address} minutes (a byte, up to 255): hours {hours.address} (below 24), minutes {minutes.address} (below 60); each midnight that is passed raises the day byte {days.address} by 1 (wrapping).",
        f"How do I add minutes to hh:mm? hh {hours.address} (0-23), mm {minutes.address} (0-59), plus byte {gain.address}; over midnight hh starts at 0 and ++{days.address}, 8 bits.",
        f"t = h * 60 + m + byte[{gain.address}]; d += t / 1440; h = t / 60 % 24; m = t % 60; h, m, d = bytes {hours.address} (< 24), {minutes.address} (< 60), {days.address}.",
        f"{hours.address}:{minutes.address} += {gain.address} min, 24 h, carry into day {days.address}",
        f"Sleeping takes {gain.address} minutes. Set the village clock forward: hour {hours.address} from 0 to 23, minute {minutes.address} from 0 to 59. When it passes midnight the calendar {days.address} goes to the next day.",
    )


def degrees_and_binary_angle(draw: Drawer) -> Made:
    to_binary = draw.maybe(0.5)
    if to_binary:
        degrees, result = draw.variable(16, below=360), draw.variable(8)
        program: tuple[Statement, ...] = (put(result, low(Quotient(shl(degrees, 5), Number(45)))),)
        return program, (
            f"Write a routine that converts the angle {degrees.address} (word, 0 to 359 degrees) to a binary angle of 256 steps a turn, rounded down, at {result.address} (byte).",
            f"How do I map degrees to 0-255? Word {degrees.address} (below 360) * 256 / 360, truncated, to byte {result.address}; that is * 32 / 45.",
            f"byte[{result.address}] = word[{degrees.address}] * 32 / 45 (floor), degrees < 360.",
            f"deg {degrees.address} (0..359) -> brad {result.address}, floor",
            f"My sine table has 256 entries for the full circle, but the script gives degrees, in {degrees.address}, always less than 360. Which entry is that? Without the fraction, to {result.address}.",
        )
    angle, result = draw.variable(8), draw.variable(16)
    nearest = draw.maybe(0.5)
    product: Expression = Product(Read(angle), Number(45))
    if nearest:
        product = plus(product, 16)
    program = (put(result, shr(product, 5)),)
    how = "rounded to the nearest, halves up" if nearest else "rounded down"
    return program, (
        f"Write a routine that converts the binary angle {angle.address} (256 steps a turn) to degrees, {how}, in the word {result.address}.",
        f"How do I show a 0-255 angle in degrees? Byte {angle.address} * 360 / 256, {how}, to word {result.address}.",
        f"word[{result.address}] = (byte[{angle.address}] * 45{' + 16' if nearest else ''}) >> 5.",
        f"brad {angle.address} -> degrees {result.address} (u16), {how}",
        f"The cannon's direction is a byte in which 64 is a right angle ({angle.address}). The gunner reads degrees: put them, {how}, into {result.address} as a 16-bit number.",
    )


def hex_pair_to_byte(draw: Drawer) -> Made:
    upper, lower, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b, held = own("first"), own("second"), own("held")
    fault = draw.variable(8)

    def digit(target: Variable, of: Variable) -> tuple[Statement, ...]:
        return (
            put(held, of),
            put(target, minus(held, 0x30)),
            when(Between(Read(held), 0x41, 0x46), put(target, minus(held, 0x37))),
            when(
                Either(check(target, ">=", 16), Between(Read(held), 0x3A, 0x3F)),
                put(target, 0),
                put(fault, 1),
            ),
        )

    program = (
        put(fault, 0),
        *digit(a, upper),
        *digit(b, lower),
        put(result, joined(shl(a, 4), b)),
    )
    return program, (
        f"Write a routine that reads two ASCII hex digits, {upper.address} (high) and {lower.address} (low), each '0'-'9' or 'A'-'F', as a byte at {result.address}. A character that is neither counts as 0 and sets {fault.address} to 1, which is 0 otherwise.",
        f"How do I parse a two-character hex number? Characters (ASCII, capitals only) at {upper.address} and {lower.address}, value to {result.address}; {fault.address} = 1 if one of them is invalid (it then reads as digit 0), else 0.",
        f"byte[{result.address}] = hex(c1) << 4 | hex(c2); c1 = byte[{upper.address}], c2 = byte[{lower.address}]; '0'..'9' -> 0..9, 'A'..'F' -> 10..15, else 0 with byte[{fault.address}] = 1 (0 when all is fine).",
        f"ascii hex {upper.address} {lower.address} -> {result.address}; bad char -> 0 digit, flag {fault.address} 1/0; upper case only",
        f"Cheat codes are typed as text. {upper.address} and {lower.address} hold two characters of one, in ASCII; they should be 0 to 9 or A to F (no small letters). Make the byte they spell at {result.address}. {fault.address} becomes 1 if a wrong character turned up - count it as a 0 - and 0 if not.",
    )


def signed_number_as_text(draw: Drawer) -> Made:
    number = draw.variable(8, signed=True)
    text = draw.array(8, 4)
    minus_sign, blank, zero = draw.one((0x2D, 0x20, 0x30), (0x24, 0x7F, 0x00), (0x8D, 0x80, 0x90))
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, Unary("magnitude", Read(number))),
        put(at(text, 0), either(Bits(Read(number), 0x80, "any"), minus_sign, blank)),
        put(at(text, 1), zero),
        While(check(rest, ">=", 100), (less(rest, 100), more(at(text, 1)))),
        put(at(text, 2), zero),
        While(check(rest, ">=", 10), (less(rest, 10), more(at(text, 2)))),
        put(at(text, 3), plus(rest, zero)),
    )
    return program, (
        f"Write a routine that prints the signed byte {number.address} into the four bytes from {text.address}: ${minus_sign:02X} if it is negative, else ${blank:02X}, then its absolute value as three digits with leading zeros, the digit 0 being ${zero:02X}.",
        f"How do I print a two's complement byte? {number.address} -> 4 characters at {text.address}: sign (${minus_sign:02X} minus, ${blank:02X} otherwise), hundreds, tens, units; digit tiles start at ${zero:02X}.",
        f"a[0] = x < 0 ? ${minus_sign:02X} : ${blank:02X}; a[1..3] = three decimal digits of abs(x), + ${zero:02X} each; x = int8[{number.address}], a = bytes at {text.address}.",
        f"s8 {number.address} -> sign + ddd at {text.address}; '-' ${minus_sign:02X}, blank ${blank:02X}, '0' ${zero:02X}, zeros kept",
        f"The thermometer in the corner goes below zero. {number.address} is the signed reading; four tiles at {text.address} show it: a minus (${minus_sign:02X}) or a blank (${blank:02X}), then three figures (tile ${zero:02X} is a zero, the next a one, and so on), zeros in front included.",
    )


def small_float_decode(draw: Drawer) -> Made:
    code, result = draw.variable(8), draw.variable(16)
    mantissa = draw.one(5, 5, 4)
    exponent_bits = 8 - mantissa
    own = Algorithms(draw).own
    made, turns = own("made", 16), own("turns")
    top = 1 << mantissa
    program = (
        put(made, wide(masked(code, top - 1))),
        put(turns, shr(code, mantissa)),
        when(check(turns, "!=", 0), more(made, top), less(turns), Repeat(Read(turns), (put(made, shl(made, 1)),))),
        put(result, made),
    )
    return program, (
        f"Write a routine that expands the small float {code.address} to a word at {result.address}: the upper {exponent_bits} bits are the exponent e, the lower {mantissa} the mantissa m. For e = 0 the value is m, otherwise (m + {top}) shifted left by e - 1, 16 bits kept.",
        f"How do I decode an unsigned minifloat with {exponent_bits} exponent and {mantissa} mantissa bits? Byte {code.address} -> word {result.address}; e = 0: m; else ({top} + m) << (e - 1), modulo 65536.",
        f"e = x >> {mantissa}; m = x & {top - 1}; word[{result.address}] = e ? ({top} + m) << (e - 1) : m; x = byte[{code.address}], 16 bits.",
        f"minifloat {exponent_bits}.{mantissa} {code.address} -> u16 {result.address} (denormals at e = 0, implied one else, lsb weight 1)",
        f"Prices from 0 to thousands fit a byte in my item table: {code.address} = exponent ({exponent_bits} high bits) and mantissa ({mantissa} low bits). With exponent 0 the price is the mantissa itself; from 1 on put a one in front of the mantissa (+{top}) and double exponent - 1 times; what overflows a word is lost. Price to {result.address}.",
    )


def small_float_encode(draw: Drawer) -> Made:
    number, result = draw.variable(16), draw.variable(8)
    mantissa = draw.one(4, 5)
    top = 1 << mantissa
    limit = (1 << (8 - mantissa)) - 1
    own = Algorithms(draw).own
    rest, exponent = own("rest", 16), own("exponent")
    program: tuple[Statement, ...] = (
        put(rest, number),
        put(exponent, 0),
        when(
            check(rest, ">=", top),
            put(exponent, 1),
            While(check(rest, ">=", 2 * top), (put(rest, shr(rest, 1)), more(exponent))),
            less(rest, top),
        ),
    )
    overflow = limit < 16 - mantissa
    if overflow:
        program = (*program, when(check(exponent, ">", limit), put(exponent, limit), put(rest, top - 1)))
    program = (*program, put(result, joined(shl(exponent, mantissa), low(rest))))
    end = " Numbers too large for it become $FF." if overflow else ""
    return program, (
        f"Write a routine that squeezes the word {number.address} into a small float at {result.address}: exponent e in the upper {8 - mantissa} bits, mantissa m in the lower {mantissa}. Below {top}, e is 0 and m the number. From {top} on, shift right until it is below {2 * top}, e is 1 plus the number of shifts, m what is left minus {top}.{end}",
        f"How do I encode an unsigned minifloat ({8 - mantissa} exponent bits, {mantissa} mantissa bits, bits shifted out are dropped)? Word {number.address} -> byte {result.address}; value = m for e = 0, else ({top} + m) << (e - 1).{end}",
        f"x = word[{number.address}]; if x < {top}: c = x; else: e = 1; while x >= {2 * top}: x >>= 1, ++e; c = {f'e > {limit} ? $FF : ' if overflow else ''}e << {mantissa} | (x - {top}); byte[{result.address}] = c.",
        f"u16 {number.address} -> minifloat e{8 - mantissa}m{mantissa} {result.address}, truncating, denormal e = 0{', overflow $FF' if overflow else ''}",
        f"A byte must do for {number.address} (16 bits). Small numbers, under {top}, are kept as they are. Larger ones are halved (rounding down) until they're under {2 * top}; the upper {8 - mantissa} bits of {result.address} say 1 + how often, the lower {mantissa} bits hold the rest less {top}.{end}",
    )


def to_negative_base(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, result = draw.variable(width), draw.variable(width)
    mask = 0xAA if width == 8 else 0xAAAA
    back = draw.maybe(0.5)
    kind = size(number)
    made = minus(toggled(number, mask), mask) if back else toggled(plus(number, mask), mask)
    program = (put(result, made),)
    formula = f"(x ^ ${mask:X}) - ${mask:X}" if back else f"(x + ${mask:X}) ^ ${mask:X}"
    return program, (
        f"Write a routine that converts the {kind} {number.address} {'from base minus two to two' if back else 'from two'}'s complement{'' if back else ' to base minus two'} at {result.address} by the formula {formula}, {width} bits.",
        f"How do I {'decode' if back else 'encode'} negabinary? {kind} {number.address} -> {result.address}; {formula} with {width}-bit wrap.",
        f"{kind}[{result.address}] = {formula}, x = {kind}[{number.address}].",
        f"negabinary {'->' if back else '<-'} two's complement: {number.address} to {result.address}, {width} bits",
        f"The old ones counted in powers of -2 (1, -2, 4, -8 ...). {'Read their' if back else 'Write my signed'} {kind} {number.address} {'as a normal signed number' if back else 'their way'} into {result.address}: {'exclusive-or ' if back else 'add '}${mask:X}, then {'subtract' if back else 'exclusive-or'} ${mask:X}.",
    )


def ordinal_ending(draw: Drawer) -> Made:
    place, result = draw.variable(8, below=100), draw.variable(8)
    codes = draw.rng.sample(range(1, 0xF0), 4)
    st, nd, rd, th = codes
    units = Algorithms(draw).own("units")
    program = (
        put(result, th),
        put(units, low(Quotient(wide(place), Number(10), remainder=True))),
        when(
            Either(check(place, "<", 11), check(place, ">", 13)),
            when(check(units, "==", 1), put(result, st)),
            when(check(units, "==", 2), put(result, nd)),
            when(check(units, "==", 3), put(result, rd)),
        ),
    )
    return program, (
        f"Write a routine that picks the ending for the place {place.address} (0 to 99) as English has it: ${st:02X} for st (1, 21, ...), ${nd:02X} for nd, ${rd:02X} for rd, ${th:02X} for th, also in 11, 12 and 13. The code goes to {result.address}.",
        f"How do I print 1st, 2nd, 3rd, 4th? Number {place.address} (under 100); tile to {result.address}: st ${st:02X}, nd ${nd:02X}, rd ${rd:02X}, th ${th:02X}. 11th-13th are th.",
        f"n = byte[{place.address}] (< 100); u = n % 10; byte[{result.address}] = 11 <= n <= 13 ? ${th:02X} : u == 1 ? ${st:02X} : u == 2 ? ${nd:02X} : u == 3 ? ${rd:02X} : ${th:02X}.",
        f"English ordinal suffix of {place.address} (0..99) -> {result.address}: st/nd/rd/th = ${st:02X}/${nd:02X}/${rd:02X}/${th:02X}",
        f"After the race you were {place.address} (below 100) - but was that a 22nd or a 22th? The suffix tiles are ${st:02X} (st), ${nd:02X} (nd), ${rd:02X} (rd) and ${th:02X} (th, which eleven to thirteen take too). The right one belongs in {result.address}.",
    )


def three_octal_digits(draw: Drawer) -> Made:
    number, digits = draw.variable(8), draw.array(8, 3)
    zero = draw.one(0, 0x30, 0x90, 0xC0)
    back = draw.maybe(0.3)
    if back:
        result = draw.variable(8)
        program: tuple[Statement, ...] = (
            put(result, masked(at(digits, 2), 7)),
            put(result, joined(result, shl(masked(at(digits, 1), 7), 3))),
            put(result, joined(result, shl(masked(at(digits, 0), 3), 6))),
        )
        return program, (
            f"Write a routine that reads three octal digits, tiles at {digits.address} with the most significant first (of the first only the low two bits count, of the others the low three), as a byte at {result.address}.",
            f"How do I parse octal? Three digit bytes from {digits.address}, high first, masked with 3, 7 and 7; value to {result.address}.",
            f"byte[{result.address}] = (d0 & 3) << 6 | (d1 & 7) << 3 | d2 & 7; d = bytes at {digits.address}.",
            f"octal -> byte: {digits.address}[3] (msd first; low bits only) -> {result.address}",
            f"The safe's dial gives three figures in base eight, {digits.address} and the two bytes behind it; only their lowest bits matter (two of the first, three of the others). Which byte do they name? To {result.address}.",
        )
    program = (
        put(at(digits, 0), plus(shr(number, 6), zero)),
        put(at(digits, 1), plus(masked(shr(number, 3), 7), zero)),
        put(at(digits, 2), plus(masked(number, 7), zero)),
    )
    tile = f", each plus ${zero:02X}" if zero else ""
    return program, (
        f"Write a routine that writes the byte {number.address} as three octal digits to the three bytes from {digits.address}, the most significant first{tile}.",
        f"How do I print a byte in octal? {number.address} -> 3 digits at {digits.address}, high digit first{tile}.",
        f"d[0] = n >> 6, d[1] = n >> 3 & 7, d[2] = n & 7{tile}; n = byte[{number.address}], d = bytes at {digits.address}.",
        f"{number.address} in octal, 3 digits, msd first -> {digits.address}{tile}",
        f"The robot people have four fingers a hand and count in eights. Paint {number.address} for them: three figures at {digits.address}, sixty-fours, eights, ones{tile}.",
    )


def two_seven_bit_parts(draw: Drawer) -> Made:
    number, result = draw.variable(16), draw.variable(16)
    if draw.maybe(0.5):
        made = joined(masked(shl(number, 1), 0x7F00), masked(number, 0x7F))
        program: tuple[Statement, ...] = (put(result, made),)
        return program, (
            f"Write a routine that splits the low 14 bits of the word {number.address} into two groups of seven: bits 0-6 to the low byte and bits 7-13 to the high byte of {result.address}, top bits 0.",
            f"How do I pack a 14-bit value the MIDI way? Word {number.address} (bits 14, 15 ignored) -> word {result.address}, seven bits a byte, lsb in the low byte.",
            f"word[{result.address}] = n & $7F | (n << 1 & $7F00), n = word[{number.address}].",
            f"u14 {number.address} -> 7+7 bits {result.address}, both words",
            f"The serial bus reserves bit 7 of each byte, so my pitch bend {number.address} (its lower 14 bits) must be spread over two bytes of 7 bits. Low seven bits to {result.address}, the other seven to the byte behind it.",
        )
    program = (put(result, joined(masked(number, 0x7F), shr(masked(number, 0x7F00), 1))),)
    return program, (
        f"Write a routine that joins two groups of seven bits: bits 0-6 of the low byte and of the high byte of the word {number.address} become bits 0-6 and 7-13 of the word {result.address}; bit 7 of each byte is ignored, bits 14 and 15 of the result are 0.",
        f"How do I decode a 14-bit MIDI value? Word {number.address}: low byte carries the low seven bits, high byte the high seven; result word {result.address}. Top bits of the bytes don't count.",
        f"word[{result.address}] = n & $7F | (n & $7F00) >> 1, n = word[{number.address}].",
        f"7+7 bits {number.address} -> u14 {result.address}, both words",
        f"Two bytes came over the serial bus, {number.address} and the next; each carries seven bits, its top bit is protocol. Put them together to one number of 14 bits, first byte lowest, at {result.address}.",
    )


def fixed_point_to_tenths(draw: Drawer) -> Made:
    number, whole, tenth = draw.variable(16), draw.variable(8), draw.variable(8)
    scale = draw.one((10, "tenths"), (100, "hundredths"))
    program = (
        put(whole, high(number)),
        put(tenth, high(Product(low(number), Number(scale[0])))),
    )
    return program, (
        f"Write a routine that shows an 8.8 fixed point word {number.address} in decimal: the whole part to {whole.address}, the fraction in {scale[1]}, rounded down, to {tenth.address}.",
        f"How do I print an 8.8 value with {'one decimal' if scale[0] == 10 else 'two decimals'}? {number.address}: integer -> {whole.address}, fraction byte * {scale[0]} / 256 -> {tenth.address} (a plain number).",
        f"byte[{whole.address}] = w >> 8; byte[{tenth.address}] = (w & $FF) * {scale[0]} >> 8; w = word[{number.address}].",
        f"q8.8 {number.address} -> {whole.address} . {tenth.address} ({scale[1]}, truncated)",
        f"The speedometer reads {number.address} in 256ths of a tile per frame. On screen I print tiles, {whole.address}, a point, and the {scale[1]} that are complete, {tenth.address} (as an ordinary number from 0 to {scale[0] - 1}).",
    )


def tally_marks(draw: Drawer) -> Made:
    count = draw.variable(8, below=31)
    row = draw.array(8, draw.one(6, 7, 8))
    five, blank = draw.one((5, 0), (0x25, 0x20), (0x85, 0x80))
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, count),
        Each(
            (row,),
            (
                If(
                    check(rest, ">=", 5),
                    (put(Here(row), five), less(rest, 5)),
                    (put(Here(row), plus(rest, blank)), put(rest, 0)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that draws tally marks: the count {count.address} (at most 30) becomes {row.length} tiles from {row.address}. Each full five is a tile ${five:02X}, then comes one tile ${blank:02X} plus the remainder, the rest are ${blank:02X}; fives first.",
        f"How do I draw a number in groups of five? {count.address} (0-30), {row.length} tiles at {row.address}: ${five:02X} per complete five, next ${blank:02X} + (count % 5) if a tile is left, further ones ${blank:02X}.",
        f"r = byte[{count.address}] (<= 30); for each of {row.length} bytes at {row.address}: if r >= 5: ${five:02X}, r -= 5; else: ${blank:02X} + r, r = 0.",
        f"tally {count.address} (<= 30) into {row.address}[{row.length}]: five = ${five:02X}, part = ${blank:02X} + 1..4, empty = ${blank:02X}",
        f"The prisoner scratches his days ({count.address}, no more than 30) into the wall, {row.length} tiles at {row.address}. A bundle of five is tile ${five:02X}; one to four strokes are tiles ${blank + 1:02X} to ${blank + 4:02X}; bare wall is ${blank:02X}. Bundles come first, then the strokes if there are any and room is left, then bare wall.",
    )


def bytes_to_sextets(draw: Drawer) -> Made:
    source, target = draw.array(8, 3), draw.array(8, 4)
    a, b, c = (at(source, place) for place in range(3))
    big = draw.maybe(0.6)
    if big:
        parts: tuple[Expression, ...] = (
            shr(a, 2),
            joined(shl(masked(a, 3), 4), shr(b, 4)),
            joined(shl(masked(b, 15), 2), shr(c, 6)),
            masked(c, 63),
        )
    else:
        parts = (
            masked(a, 63),
            joined(shr(a, 6), shl(masked(b, 15), 2)),
            joined(shr(b, 4), shl(masked(c, 3), 4)),
            shr(c, 2),
        )
    program = tuple(put(at(target, place), part) for place, part in enumerate(parts))
    order = (
        "the topmost six bits of the first byte first, as in base64"
        if big
        else "the lowest six bits of the first byte first (the bytes taken as a little-endian number)"
    )
    return program, (
        f"Write a routine that cuts the three bytes from {source.address} into four numbers of six bits, stored as bytes from {target.address}: {order}.",
        f"How do I split 24 bits into base64-like sextets? Three bytes at {source.address}, four values 0-63 at {target.address}; {order}.",
        f"n = 24-bit {'big' if big else 'little'}-endian number at {source.address}; for i < 4: byte[{target.address} + i] = n >> {'(18 - 6 * i)' if big else '6 * i'} & 63.",
        f"3 bytes {source.address} -> 4 sextets {target.address}, {'msb' if big else 'lsb'} first",
        f"My password alphabet has 64 signs, so three bytes of the save ({source.address} ff.) make four signs. Only their numbers, please, 0 to 63, at {target.address} ff.; {order}.",
    )


def factorial_base(draw: Drawer) -> Made:
    number = draw.variable(16, below=5040)
    digits = draw.array(8, 6)
    own = Algorithms(draw).own
    rest, base = own("rest", 16), own("base")
    program = (
        put(rest, number),
        put(base, 2),
        Each(
            (digits,),
            (
                put(Here(digits), low(Quotient(Read(rest), Read(base), remainder=True))),
                put(rest, Quotient(Read(rest), Read(base))),
                more(base),
            ),
        ),
    )
    return program, (
        f"Write a routine that writes the word {number.address} (below 5040) in the factorial number system: six digits, bytes from {digits.address}, the first modulo 2, the next modulo 3, and so on up to modulo 7, each from the quotient that the one before left.",
        f"How do I turn a permutation's number into factorial digits? Word {number.address} (0-5039) -> {digits.address}, 6 bytes: d0 = n % 2, n /= 2, d1 = n % 3, n /= 3, ..., d5 = n % 7.",
        f"n = word[{number.address}] (< 5040); for i < 6: byte[{digits.address} + i] = n % (i + 2); n /= i + 2.",
        f"factoradic of {number.address} (u16 < 7!) -> {digits.address}[6], least significant first, bases 2..7",
        f"Seven rooms are visited in an order that one number from 0 to 5039 stands for ({number.address}, a word). Its digits in mixed base - halves first, then thirds of what's left, quarters, up to sevenths - go to the six bytes at {digits.address}, remainders each.",
    )


def seven_segments(draw: Drawer) -> Made:
    number = draw.variable(8, below=100)
    left, right = draw.variable(8), draw.variable(8)
    segments = Table("SegmentTable", "segment pattern", (0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F))
    blank = draw.maybe(0.5)
    own = Algorithms(draw).own
    tens, units = own("tens", 8), own("units", 8)
    program: tuple[Statement, ...] = (
        put(tens, low(Quotient(wide(number), Number(10)))),
        put(units, low(Quotient(wide(number), Number(10), remainder=True))),
        put(left, at(segments, tens)),
        put(right, at(segments, units)),
    )
    end = ""
    if blank:
        program = (*program, when(check(number, "<", 10), put(left, 0)))
        end = " A leading zero stays dark ($00)."
    return program, (
        f"Write a routine that lights a two-digit display: {number.address} is 0 to 99; the segments of its tens go to {left.address}, of its units to {right.address}. Patterns for 0 to 9: {listed(segments)}.{end}",
        f"How do I drive seven-segment digits? Number {number.address} (below 100), tens pattern {left.address}, units pattern {right.address}; table {listed(segments)}.{end}",
        f"S = [{listed(segments)}]; byte[{left.address}] = {'n < 10 ? 0 : ' if blank else ''}S[n / 10]; byte[{right.address}] = S[n % 10]; n = byte[{number.address}] < 100.",
        f"{number.address} (0..99) -> 7-seg {left.address} {right.address}, digits {listed(segments)}{', blank leading 0' if blank else ''}",
        f"The bomb's timer is a display of two figures with seven strokes each; a figure's strokes are bits: {listed(segments)} for 0, 1, ... 9. Show {number.address} seconds, 99 at most: left figure {left.address}, right figure {right.address}.{end}",
    )


RECIPES = (
    bcd_word_to_number,
    number_to_bcd_word,
    digits_all_decimal,
    ones_to_twos,
    add_signs_and_sizes,
    from_offset_binary,
    excess_three,
    clock_of_seconds,
    hundredths_of_frames,
    add_minutes_to_clock,
    degrees_and_binary_angle,
    hex_pair_to_byte,
    signed_number_as_text,
    small_float_decode,
    small_float_encode,
    to_negative_base,
    ordinal_ending,
    three_octal_digits,
    two_seven_bit_parts,
    fixed_point_to_tenths,
    tally_marks,
    bytes_to_sextets,
    factorial_base,
    seven_segments,
)
