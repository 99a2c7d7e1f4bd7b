"""Numbers as text and back: widths, signs, separators, suffixes, tenths, tallies, checks of typed input."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Each,
    Either,
    Fill,
    Half,
    Here,
    If,
    Number,
    Quotient,
    Read,
    Report,
    Scaled,
    Shifted,
    Stop,
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
    when,
)

SUBJECT = "text and decimal"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _zero(draw: Drawer) -> int:
    """The tile or letter for the digit 0."""
    return int(draw.one(0x30, 0x30, 0x10, 0x90, 0xA0, 0xC0))


def signed_byte_text(draw: Drawer) -> Made:
    number, text = draw.variable(8, signed=True), draw.array(8, 4)
    zero, blank = _zero(draw), draw.one(0x20, 0x00, 0xFF)
    sign = draw.one(0x2D, 0x7E, 0x0A)
    own = Algorithms(draw).own
    rest, digit = own("rest"), own("digit")
    program = (
        put(at(text, 0), either(check(number, "<", 0, signed=True), Number(sign), Number(blank))),
        put(rest, Unary("magnitude", Read(number))),
        put(digit, zero),
        While(check(rest, ">=", 100), (less(rest, 100), more(digit))),
        put(at(text, 1), digit),
        put(digit, zero),
        While(check(rest, ">=", 10), (less(rest, 10), more(digit))),
        put(at(text, 2), digit),
        put(at(text, 3), plus(rest, zero)),
    )
    return program, (
        f"Write the signed byte at {number.address} as text of four codes to {text.address}: ${sign:02X} if it is negative, else ${blank:02X}, then three decimal digits with leading zeros, digit d as ${zero:02X} + d. -128 is written like all others.",
        f"sprintf('%c%03d', n < 0 ? ${sign:02X} : ${blank:02X}, abs(n)) to {text.address}; n = signed byte {number.address}; digit 0 is ${zero:02X}.",
        f"How do I show a number from -128 to 127? Two's complement in {number.address}; sign code, hundreds, tens, ones to {text.address}-{text.address + 3}. Minus ${sign:02X}, plus ${blank:02X}, digits from ${zero:02X}.",
        f"The thermometer reads {number.address} degrees, a signed byte. Display: four tiles at {text.address}, the sign (tile ${sign:02X} below zero, otherwise ${blank:02X}) and always three digits of the amount, whose tiles start at ${zero:02X} for 0.",
    )


def right_aligned_word(draw: Drawer) -> Made:
    number, text = draw.variable(16), draw.array(8, 5)
    zero, blank = _zero(draw), draw.one(0x20, 0x00, 0x7F, 0x2A)
    own = Algorithms(draw).own
    rest, place = own("rest", 16), own("place")
    program = (
        Fill(text, Number(blank)),
        put(rest, number),
        put(place, 5),
        While(
            Either(check(rest, "!=", 0), check(place, "==", 5)),
            (
                less(place),
                put(at(text, place), plus(Half(Quotient(Read(rest), Number(10), True), False), zero)),
                put(rest, Quotient(Read(rest), Number(10))),
            ),
        ),
    )
    return program, (
        f"Print the word at {number.address} in decimal into the five bytes at {text.address}, right-aligned: digits are ${zero:02X} + d, places to the left of the number hold ${blank:02X}. Zero is a single digit 0.",
        f"'%5u' of word {number.address} to {text.address}; '0' is ${zero:02X}, padding ${blank:02X}.",
        f"How do I show 0-65535 right-aligned without leading zeros? Number {number.address} (16 bits), field of five codes {text.address}, zero digit ${zero:02X}, filler ${blank:02X}.",
        f"The counter at {number.address} is a word. On the status line it has five tiles from {text.address}. The ones are always in the last tile; tiles that are not needed show tile ${blank:02X}; digit tiles are ${zero:02X} to ${zero + 9:02X}.",
    )


def thousands_apart(draw: Drawer) -> Made:
    number, text = draw.variable(16), draw.array(8, 6)
    zero, mark = _zero(draw), draw.one(0x2C, 0x2E, 0x20)
    own = Algorithms(draw).own
    rest, place = own("rest", 16), own("place")
    program = (
        put(rest, number),
        put(place, 6),
        While(
            check(place, "!=", 0),
            (
                less(place),
                If(
                    check(place, "==", 2),
                    (put(at(text, place), mark),),
                    (
                        put(at(text, place), plus(Half(Quotient(Read(rest), Number(10), True), False), zero)),
                        put(rest, Quotient(Read(rest), Number(10))),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write the word at {number.address} as six codes to {text.address}: two digits (tens of thousands and thousands), the separator ${mark:02X}, three digits. Leading zeros are written, digit d is ${zero:02X} + d.",
        f"word {number.address} as 'dd{chr(mark)}ddd' ({chr(mark)!r} = ${mark:02X}, '0' = ${zero:02X}) at {text.address}, zero-padded.",
        f"How do I print 12345 with a thousands separator? Number {number.address} (16 bits), output {text.address}, 6 bytes: 5 digits from ${zero:02X}, code ${mark:02X} before the last three, no blanking.",
        f"My bank shows the balance {number.address} (a word) in a fixed form of six letters at {text.address}, such as 03,500: always five digits (letter ${zero:02X} for 0) with ${mark:02X} in the third place.",
    )


def tenths_text(draw: Drawer) -> Made:
    number, text = draw.variable(8), draw.array(8, 4)
    zero, point, blank = _zero(draw), draw.one(0x2E, 0x2C, 0x0B), draw.one(0x20, 0x00)
    own = Algorithms(draw).own
    rest, tens, ones = own("rest"), own("tens"), own("ones")
    program = (
        put(rest, number),
        put(tens, 0),
        While(check(rest, ">=", 100), (less(rest, 100), more(tens))),
        put(ones, 0),
        While(check(rest, ">=", 10), (less(rest, 10), more(ones))),
        put(at(text, 0), either(check(tens, "==", 0), Number(blank), plus(tens, zero))),
        put(at(text, 1), plus(ones, zero)),
        put(at(text, 2), point),
        put(at(text, 3), plus(rest, zero)),
    )
    return program, (
        f"The byte at {number.address} counts tenths (0 to 25.5). Write it as four codes to {text.address}: tens digit, or ${blank:02X} if that is 0, ones digit, point ${point:02X}, tenths digit. Digits are ${zero:02X} + d.",
        f"'%4.1f' of byte[{number.address}] / 10 to {text.address}: '0' ${zero:02X}, '.' ${point:02X}, blank ${blank:02X}.",
        f"How do I show a value with one decimal place? {number.address} holds ten times the value (byte). Four codes from {text.address}; digits ${zero:02X}-${zero + 9:02X}, decimal mark ${point:02X}, leading blank ${blank:02X} only in place of a zero tens digit.",
        f"Fish are weighed in tenths of a pound: {number.address} = 137 is 13.7. Label at {text.address}, 4 letters: ten pounds (a 0 there is shown as ${blank:02X}), pounds, ${point:02X}, tenths, with ${zero:02X} as the letter 0.",
    )


def sexagesimal_text(draw: Drawer) -> Made:
    frames, text = draw.variable(16, below=draw.one(3600, 6000)), draw.array(8, 5)
    assert frames.below is not None
    zero, colon = _zero(draw), draw.one(0x3A, 0x2E, 0x0C)
    per_second = 60
    own = Algorithms(draw).own
    seconds, part = own("seconds", 16), own("part")
    program = (
        put(seconds, Quotient(Read(frames), Number(per_second))),
        put(part, Half(Quotient(Read(frames), Number(per_second), True), False)),
        put(at(text, 2), colon),
        put(at(text, 0), plus(Half(Quotient(Read(seconds), Number(10)), False), zero)),
        put(at(text, 1), plus(Half(Quotient(Read(seconds), Number(10), True), False), zero)),
        put(at(text, 3), plus(Half(Quotient(Widened(Read(part)), Number(10)), False), zero)),
        put(at(text, 4), plus(Half(Quotient(Widened(Read(part)), Number(10), True), False), zero)),
    )
    return program, (
        f"Show the frame count in the word {frames.address} (below {frames.below}) as seconds and frames: two digits of seconds (60 frames each), ${colon:02X}, two digits of frames left over, to the five bytes at {text.address}; digit d is ${zero:02X} + d, leading zeros stay.",
        f"'%02d{chr(colon) if colon > 31 else ':'}%02d' of (f / 60, f % 60) to {text.address}; f = word {frames.address} < {frames.below}; separator ${colon:02X}, '0' = ${zero:02X}.",
        f"How do I print a split time of at most {(frames.below - 1) // 60} seconds? Frames (60 Hz) in {frames.address}, 16 bits, less than {frames.below}. SS, mark ${colon:02X}, FF -> {text.address}. Zero digit ${zero:02X}.",
        f"A sprint lasts {frames.address} frames (word, always under {frames.below}; 60 make a second). Results board: 5 tiles at {text.address}, full seconds with two digits, tile ${colon:02X}, remaining frames with two digits. Digit tiles begin at ${zero:02X}.",
    )


def text_counter_up(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(3, 4, 5, 6))
    zero = _zero(draw)
    nine = zero + 9
    overflow = draw.variable(8)
    own = Algorithms(draw).own
    place, own_carry = own("place"), own("carry")
    program = (
        put(place, digits.length),
        put(own_carry, 1),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(check(at(digits, place), "<", nine), more(at(digits, place)), put(own_carry, 0), Stop()),
                put(at(digits, place), zero),
            ),
        ),
        when(check(own_carry, "!=", 0), more(overflow)),
    )
    return program, (
        f"Count up the decimal text of {digits.length} codes at {digits.address} by one where it stands: the last code is the ones; a code of ${nine:02X} (the 9) or more becomes ${zero:02X} and the carry goes to the code before it, any lower code is just raised by 1. If the carry runs out at the front, raise the byte {overflow.address} by 1.",
        f"i = {digits.length}; while i: --i; if t[i] < ${nine:02X}: ++t[i], done; t[i] = ${zero:02X}. If it was never done: ++byte[{overflow.address}]. t = {digits.address}.",
        f"How do I increment a number that only exists as digit tiles? {digits.length} tiles from {digits.address}, ones last, ${zero:02X} = 0 to ${nine:02X} = 9. Carry leftwards; an overflow adds one to {overflow.address}; tiles above the 9 count as 9, those below the 0 are not checked.",
        f"An odometer made of {digits.length} tiles ({digits.address}, tiles ${zero:02X}-${nine:02X}) moves on by one. Wheels at 9 (or showing anything higher) turn to 0 and push the wheel to their left. When the leftmost one turns over, {overflow.address} counts that.",
    )


def typed_number_with_check(draw: Drawer) -> Made:
    text, number = draw.array(8, 3), draw.variable(8)
    zero = _zero(draw)
    own = Algorithms(draw).own
    total, bad = own("total", 16), own("bad")
    digit = minus(Here(text), zero)
    program = (
        put(total, 0),
        put(bad, 0),
        Each(
            (text,),
            (
                when(check(digit, ">=", 10), put(bad, 1)),
                put(total, plus(Scaled(Read(total), 10), Widened(digit))),
            ),
        ),
        when(check(total, ">=", 256), put(bad, 1)),
        when(check(bad, "==", 0), put(number, Half(Read(total), False))),
        Report(check(bad, "==", 0)),
    )
    return program, (
        f"Read the three decimal digits at {text.address} (digit d is ${zero:02X} + d) as a number. If all three are digits and the number is at most 255, store it at {number.address} and return with carry set; otherwise leave {number.address} alone and clear the carry.",
        f"Parse 'ddd' at {text.address} ('0' = ${zero:02X}) into byte {number.address}; carry = valid (digits only, <= 255); no write if invalid.",
        f"How do I check a typed number before I use it? Three codes from {text.address}, digits are ${zero:02X} to ${zero + 9:02X}. Valid and below 256: number to {number.address}, SEC. Anything else: CLC, keep the old number.",
        f"The player types a room number with three letters ({text.address}; letter ${zero:02X} is the zero). Take it over into {number.address} only if it consists of digits and does not exceed 255, and tell me by the carry whether you did.",
    )


def hex_text_to_byte(draw: Drawer) -> Made:
    text, number = draw.array(8, 2), draw.variable(8)
    own = Algorithms(draw).own
    total, digit = own("total"), own("digit")
    program = (
        put(total, 0),
        Each(
            (text,),
            (
                put(digit, masked(minus(Here(text), 0x30), 0x1F)),
                when(check(digit, ">=", 10), less(digit, 7)),
                put(total, plus(Shifted(Read(total), "left", 4), masked(digit, 15))),
            ),
        ),
        put(number, total),
    )
    return program, (
        f"Convert the two hexadecimal letters at {text.address} (ASCII, high nibble first) to a byte at {number.address}. For each letter: v = (letter - $30) & $1F; if v is 10 or more, subtract 7; use v & 15. So upper and lower case work, and nothing is checked.",
        f"n = 0; for c in 2 bytes at {text.address}: v = (c - $30) & $1F; if v >= 10: v -= 7; n = n << 4 | v & 15. byte[{number.address}] = n.",
        f"How do I parse two hex digits, sloppily and briefly? Letters at {text.address}; value of a letter: (c - $30) & $1F, minus 7 from 10 up, lowest four bits. First letter is the high digit. Result {number.address}.",
        f"Cheat codes are typed as hex. Turn the letters {text.address} and {text.address + 1} into the byte {number.address}, first letter high. Take ($30 subtracted, low five bits), less 7 if that is at least 10, and of this the low nibble; garbage in, garbage out.",
    )


def price_with_unit(draw: Drawer) -> Made:
    number, text = draw.variable(16), draw.array(8, 4)
    zero, kilo, blank = _zero(draw), draw.one(0x4B, 0x6B, 0x0F), draw.one(0x20, 0x00)
    own = Algorithms(draw).own
    rest, place, unit = own("rest", 16), own("place"), own("unit")
    program = (
        put(rest, number),
        put(unit, blank),
        when(
            check(rest, ">=", 1000),
            put(unit, kilo),
            put(rest, Quotient(Quotient(Read(rest), Number(100)), Number(10))),
        ),
        put(at(text, 3), unit),
        put(place, 3),
        While(
            check(place, "!=", 0),
            (
                less(place),
                put(at(text, place), plus(Half(Quotient(Read(rest), Number(10), True), False), zero)),
                put(rest, Quotient(Read(rest), Number(10))),
            ),
        ),
    )
    return program, (
        f"Write the word at {number.address} with four codes to {text.address}: below 1000 as three digits and ${blank:02X}; otherwise as the three digits of its thousands (rounded down) and ${kilo:02X}. Digits are ${zero:02X} + d with leading zeros.",
        f"n < 1000: '%03d' + ${blank:02X}; else '%03d' of n / 1000 + ${kilo:02X}. n = word {number.address}, to {text.address}, '0' = ${zero:02X}.",
        f"How do I abbreviate big prices (65K)? Price {number.address} (16 bits), four tiles {text.address}: three digits from tile ${zero:02X}, zero-padded, then ${kilo:02X} if they count thousands (price >= 1000, fraction dropped) or ${blank:02X} if not.",
        f"There are only four tiles ({text.address}) for the score {number.address}, a word. A score under a thousand is shown as it is with three digits and tile ${blank:02X} behind; from 1000 on show how many whole thousands, three digits as well, and tile ${kilo:02X}. The zero's tile is ${zero:02X}.",
    )


def decimal_reads_same(draw: Drawer) -> Made:
    number = draw.variable(8)
    own = Algorithms(draw).own
    hundreds, tens, rest = own("hundreds"), own("tens"), own("rest")
    program = (
        put(rest, number),
        put(hundreds, 0),
        While(check(rest, ">=", 100), (less(rest, 100), more(hundreds))),
        put(tens, 0),
        While(check(rest, ">=", 10), (less(rest, 10), more(tens))),
        Report(
            check(
                rest,
                "==",
                either(
                    check(hundreds, "!=", 0),
                    hundreds,
                    either(check(tens, "!=", 0), tens, Read(rest)),
                ),
            )
        ),
    )
    return program, (
        f"Does the decimal form of the byte at {number.address}, written without leading zeros, read the same backwards? Carry set if yes: all one-digit numbers, 11, 22, 101, 252 and so on.",
        f"Carry = str(n) == str(n)[::-1], n = byte[{number.address}], decimal.",
        f"How do I test for a palindromic number 0-255? {number.address}; first and last decimal digit have to be equal (a one-digit number always is). SEC/CLC.",
        f"Lucky tickets: ticket {number.address} (a byte) wins when its decimal number is a palindrome, such as 7, 66 or 131. No zeros in front. Return the carry set for a winner, else clear.",
    )


def bcd_fits_field(draw: Drawer) -> Made:
    number, text = draw.variable(16), draw.array(8, 4)
    zero, dash = _zero(draw), draw.one(0x2D, 0x3F, 0x2A)
    own = Algorithms(draw).own
    rest, bad = own("rest", 16), own("bad")
    place = own("place")
    program = (
        put(bad, 0),
        put(rest, number),
        put(place, 4),
        While(
            check(place, "!=", 0),
            (
                less(place),
                put(at(text, place), plus(masked(Half(Read(rest), False), 15), zero)),
                when(check(masked(Half(Read(rest), False), 15), ">=", 10), put(bad, 1)),
                put(rest, Shifted(Read(rest), "right", 4)),
            ),
        ),
        when(check(bad, "!=", 0), Fill(text, Number(dash))),
    )
    return program, (
        f"Show the packed BCD number in the word {number.address} as four digits at {text.address}, highest first, digit d as ${zero:02X} + d. If any of its nibbles is not a decimal digit, write four times ${dash:02X} instead.",
        f"BCD word {number.address} -> 4 codes {text.address} ('0' = ${zero:02X}); any nibble > 9: all codes ${dash:02X}.",
        f"How do I print a 4-digit BCD score that might be damaged? Score {number.address} (16-bit BCD), tiles from {text.address}, zero tile ${zero:02X}, invalid nibbles anywhere: the whole field becomes ${dash:02X}.",
        f"High scores in old save files (a BCD word, {number.address}) may be garbage. Print good ones with four digit tiles (${zero:02X} is 0) at {text.address}, leading zeros included, and every bad one, with a nibble of ten or more, as a row of four tiles ${dash:02X}.",
    )


RECIPES = (
    signed_byte_text,
    right_aligned_word,
    thousands_apart,
    tenths_text,
    sexagesimal_text,
    text_counter_up,
    typed_number_with_check,
    hex_text_to_byte,
    price_with_unit,
    decimal_reads_same,
    bcd_fits_field,
)
