"""Digits and letters in packed bytes and words: BCD parts, tile words of digits, codes with flags, limits and blanks."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    If,
    Number,
    Read,
    Shifted,
    Stop,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
    raised,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
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


def bcd_clock_second(draw: Drawer) -> Made:
    clock, minute = draw.variable(8), draw.variable(8)
    c, m = addresses(clock, minute)
    limit = draw.one(0x60, 0x60, 0x24, 0x12)
    clock, minute = replace(clock, below=limit), minute
    shown = f"{limit:02X}"
    program = (
        If(check(masked(clock, 15), "==", 9), (more(clock, 7),), (more(clock),)),
        when(check(clock, ">=", limit), put(clock, 0), more(minute)),
    )
    return program, (
        f"Write a routine that counts up the packed BCD byte {c} (a valid one below {shown}): after a low digit 9 comes the next ten. When it reaches {shown} it becomes 00 and the plain byte {m} rises by 1.",
        f"BCD {c} (< ${shown}) + 1 in decimal; at ${shown}: 0 and ++{m}. Don't rely on the D flag being set.",
        f"b = byte[{c}] + ((byte[{c}] & 15) == 9 ? 7 : 1); b >= ${shown} ? (b = 0, byte[{m}] += 1); byte[{c}] = b; valid BCD below ${shown}.",
        f"A clock's two digits are in {c}, one to a nibble, never {shown} or above. It ticks: 09 goes to 10, and what would be {shown} goes to 00, with one added to {m} (an ordinary number).",
    )


def bcd_pair_to_tiles(draw: Drawer) -> Made:
    number, left, right = draw.variable(8), draw.variable(16), draw.variable(16)
    n, a, b = addresses(number, left, right)
    tile = draw.rng.randrange(0x10, 0x3F) * 16
    palette = draw.rng.randrange(8)
    base = tile | palette << 10 | 0x2000
    blank = 0x2000 | palette << 10 | draw.one(0, 0x0F, 0x7F)
    program = (
        put(right, joined(Widened(masked(number, 15)), base)),
        put(left, joined(Widened(Shifted(Read(number), "right", 4)), base)),
        when(check(number, "<", 0x10), put(left, blank)),
    )
    return program, (
        f"Write a routine that shows the packed BCD byte {n} as two tilemap words, tens at {a}, ones at {b}. Digit d is tile ${tile:03X} + d with palette {palette} and the priority bit. A zero in the tens place is shown as ${blank:04X} instead.",
        f"BCD {n} -> words {a} (tens), {b} (ones): ${base:04X} | digit; leading zero = ${blank:04X}.",
        f"word[{b}] = ${base:04X} | byte[{n}] & 15; word[{a}] = byte[{n}] < $10 ? ${blank:04X} : ${base:04X} | byte[{n}] >> 4.",
        f"The status bar has two tiles for the keys, {n} in BCD. The digits begin at tile ${tile:03X}; they're drawn in palette {palette} above everything. With fewer than ten keys the left tile is the word ${blank:04X}. Make both map entries, {a} and {b}.",
    )


def letter_with_flags(draw: Drawer) -> Made:
    letter, tile, wait = draw.variable(8), draw.variable(8), draw.variable(8)
    c, t, w = addresses(letter, tile, wait)
    first, mark = draw.one((0x41, 0x20), (0x61, 0x80), (0x21, 0x40))
    comma, stop = draw.rng.sample(range(0x100), 2)
    slow, slower = sorted(draw.rng.sample(range(4, 40), 2))
    code = Algorithms(draw).own("code")
    program = (
        put(code, masked(letter, 0x7F)),
        put(tile, plus(minus(code, first), mark)),
        ladder(
            (check(code, "==", comma & 0x7F), (put(wait, slow),)),
            (check(code, "==", stop & 0x7F), (put(wait, slower),)),
            (Bits(Read(letter), 0x80, "any"), (put(wait, 0),)),
            otherwise=(put(wait, 2),),
        ),
    )
    comma, stop = comma & 0x7F, stop & 0x7F
    return program, (
        f"Write a routine that prepares the letter {c}: its code is the low seven bits, its tile {t} the code minus ${first:02X} plus ${mark:02X} (8 bits). The pause {w} is {slow} for code ${comma:02X}, else {slower} for code ${stop:02X}, else 0 if bit 7 is set (fast), else 2.",
        f"{c} = fccccccc: tile {t} = c - ${first:02X} + ${mark:02X}; pause {w} = c == ${comma:02X} ? {slow} : c == ${stop:02X} ? {slower} : f ? 0 : 2.",
        f"c = byte[{c}] & 127; byte[{t}] = c - ${first:02X} + ${mark:02X} mod 256; byte[{w}] = {{${comma:02X}: {slow}, ${stop:02X}: {slower}}}.get(c, byte[{c}] & $80 ? 0 : 2).",
        f"My text has seven bits per letter and on top one that makes it fast. The picture number is the letter less ${first:02X}, from ${mark:02X} on ({t}). After ${comma:02X}, a comma, the printer rests {slow} frames, after ${stop:02X}, a full stop, {slower}, fast or not; after others 2, and none if fast. Letter: {c}; rest: {w}.",
    )


def price_digits_limited(draw: Drawer) -> Made:
    price, word, over = draw.variable(16), draw.variable(16), draw.variable(8)
    p, w, o = addresses(price, word, over)
    own = Algorithms(draw).own
    rest, hundreds, tens = own("rest", 16), own("hundreds"), own("tens")
    program = (
        put(rest, Binary("min", Read(price), Number(999, 16))),
        put(over, either(check(price, ">", 999), 1, 0)),
        put(hundreds, 0),
        While(check(rest, ">=", 100), (less(rest, 100), more(hundreds))),
        put(tens, 0),
        While(check(rest, ">=", 10), (less(rest, 10), more(tens))),
        put(word, together(16, (rest, 0), (tens, 4), (hundreds, 8))),
    )
    return program, (
        f"Write a routine that converts the word {p} to three packed BCD digits in the word {w} (high nibble 0). Above 999 it shows 999, and {o} becomes 1; otherwise {o} is 0.",
        f"word {w} = BCD(min(word {p}, 999)); {o} = {p} > 999.",
        f"n = min(word[{p}], 999); word[{w}] = (n / 100) << 8 | (n / 10 % 10) << 4 | n % 10; byte[{o}] = word[{p}] > 999.",
        f"A price tag has room for three digits. Put the price {p} (16 bits, binary) there as hex-looking decimal, {w}: $0123 for one hundred twenty-three. What is dearer than 999 is tagged 999 and gets a plus sign, for which {o} is 1 (else 0).",
    )


def hex_digit_typed_into_word(draw: Drawer) -> Made:
    word, digit, typed = draw.variable(16), draw.variable(8), draw.variable(8, below=5)
    w, d, t = addresses(word, digit, typed)
    value_ = Algorithms(draw).own("digit")
    program = (
        ladder(
            (Between(Read(digit), 0x30, 0x39), (put(value_, minus(digit, 0x30)),)),
            (Between(Read(digit), 0x41, 0x46), (put(value_, minus(digit, 0x37)),)),
            otherwise=(Stop(),),
        ),
        when(check(typed, ">=", 4), Stop()),
        put(word, joined(Shifted(Read(word), "left", 4), Widened(Read(value_)))),
        more(typed),
    )
    return program, (
        f"Write a routine that types a hexadecimal digit: the character {d} must be $30-$39 (0-9) or $41-$46 (A-F), and the number of digits typed {t} (0-4) below 4; otherwise nothing happens. The word {w} moves up by four bits, gets the digit's value at the bottom, and {t} rises by 1.",
        f"hex entry: char {d} in 0-9/A-F (ASCII) and {t} < 4 -> word {w} = {w} << 4 | value, ++{t}; else no change. {t} <= 4.",
        f"v = hexvalue(byte[{d}]) (upper case ASCII, else ignore); if byte[{t}] < 4: word[{w}] = (word[{w}] << 4 | v) & $FFFF, byte[{t}] += 1; at most 4 typed.",
        f"My debug menu lets me enter a room number in hex. The key's ASCII code is {d}; only digits and capital A to F do anything, and after four of them ({t} counts, never above 4) nothing more is taken. The number grows from the right in {w}.",
    )


def sign_and_digits(draw: Drawer) -> Made:
    number, sign, tens, ones = draw.variable(8, signed=True), draw.variable(8), draw.variable(8), draw.variable(8)
    n, s, t, o = addresses(number, sign, tens, ones)
    plus_, minus_, zero = draw.rng.sample(range(0x20, 0x60), 3)
    digit = draw.one(0x30, 0x60, 0x90)
    rest = Algorithms(draw).own("rest")
    program = (
        ladder(
            (check(number, "<", 0, True), (put(sign, minus_),)),
            (check(number, "==", 0), (put(sign, zero),)),
            otherwise=(put(sign, plus_),),
        ),
        put(rest, Binary("min", Unary("magnitude", Read(number)), Number(99))),
        put(tens, digit),
        While(check(rest, ">=", 10), (less(rest, 10), more(tens))),
        put(ones, plus(rest, digit)),
    )
    return program, (
        f"Write a routine that shows the signed byte {n} in three characters: {s} becomes ${minus_:02X} if it's negative, ${zero:02X} if 0, ${plus_:02X} if positive; its absolute value, at most 99, gives the tens character {t} and the ones character {o}, each ${digit:02X} plus the digit.",
        f"s8 {n} -> sign char {s} (neg ${minus_:02X}, zero ${zero:02X}, pos ${plus_:02X}), digits ${digit:02X}+d: tens {t}, ones {o}; |n| capped at 99, leading 0 shown.",
        f"v = (s8)byte[{n}]; byte[{s}] = v < 0 ? ${minus_:02X} : v ? ${plus_:02X} : ${zero:02X}; m = min(|v|, 99); byte[{t}] = ${digit:02X} + m / 10; byte[{o}] = ${digit:02X} + m % 10.",
        f"How much better is this sword? The difference {n} has a sign. Three tiles: ${plus_:02X} for better, ${minus_:02X} for worse, ${zero:02X} for no difference at {s}, then two digits (tile ${digit:02X} is nought) of how much at {t} and {o}, with 99 for anything beyond.",
    )


def case_and_class_of_letter(draw: Drawer) -> Made:
    letter, kind, plain = draw.variable(8), draw.variable(8), draw.variable(8)
    c, k, v = addresses(letter, kind, plain)
    program = (
        ladder(
            (Between(Read(letter), 0x41, 0x5A), (put(kind, 1), put(plain, minus(letter, 0x41)))),
            (Between(Read(letter), 0x61, 0x7A), (put(kind, 2), put(plain, minus(letter, 0x61)))),
            (Between(Read(letter), 0x30, 0x39), (put(kind, 3), put(plain, minus(letter, 0x30)))),
            otherwise=(put(kind, 0), put(plain, 0xFF)),
        ),
    )
    return program, (
        f"Write a routine that classifies the ASCII character {c}: capital letter: {k} = 1; small letter: 2; digit: 3; anything else: 0. {v} becomes its number in its class (A or a is 0, the digit 0 is 0), $FF for anything else.",
        f"ASCII {c} -> class {k} (A-Z 1, a-z 2, 0-9 3, other 0) and ordinal {v} (from 0; other $FF).",
        f"(byte[{k}], byte[{v}]) = 'A' <= c <= 'Z' ? (1, c - 'A') : 'a' <= c <= 'z' ? (2, c - 'a') : '0' <= c <= '9' ? (3, c - '0') : (0, $FF); c = byte[{c}].",
        f"The importer of my texts reads ASCII. For the character in {c} I need to know which sheet it is on, 1 for capitals, 2 for small ones, 3 for digits, 0 for none ({k}), and the how-manieth it is there, counted from 0, or $FF if it is on none ({v}).",
    )


def word_of_two_letters(draw: Drawer) -> Made:
    one, other, word, clipped = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    a, b, w, c = addresses(one, other, word, clipped)
    base = draw.one(0x20, 0x30, 0x40)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(first, minus(one, base)),
        put(second, minus(other, base)),
        put(clipped, 0),
        when(check(first, ">", 63), put(first, 63), raised(clipped, 0)),
        when(check(second, ">", 63), put(second, 63), raised(clipped, 1)),
        put(word, together(16, (first, 6), (second, 0))),
    )
    return program, (
        f"Write a routine that packs two characters into 12 bits: each is its byte ({a}, {b}) minus ${base:02X} (8 bits), and 63 if that is above 63 (also when it wrapped). The word {w} gets the first in bits 6-11 and the second in bits 0-5, other bits 0. {c} has bit 0 set if the first was cut, bit 1 if the second was; other bits 0.",
        f"six-bit chars: word {w} = f(byte {a}) << 6 | f(byte {b}), f(x) = min((x - ${base:02X}) & $FF, 63); {c} = bit 0/1: first/second clipped.",
        f"p = min((byte[{a}] - ${base:02X}) & 255, 63); q likewise from byte[{b}]; word[{w}] = p << 6 | q; byte[{c}] = (p was cut) | (q was cut) << 1.",
        f"Short names are saved with six bits a letter, the first letter above the second, in the low twelve bits of {w}. The alphabet starts at code ${base:02X}, and a letter outside of its 64 places (lower ones too) is saved as 63. The letters are in {a} and {b}; which of them didn't fit is told by the bits 0 and 1 of {c}.",
    )


RECIPES = (
    bcd_clock_second,
    bcd_pair_to_tiles,
    letter_with_flags,
    price_digits_limited,
    hex_digit_typed_into_word,
    sign_and_digits,
    case_and_class_of_letter,
    word_of_two_letters,
)
