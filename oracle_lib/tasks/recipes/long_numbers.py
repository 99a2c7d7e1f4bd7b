"""Numbers of several bytes: 24 and 32 bits, their carries and comparisons, endian changes, counters, scores, clocks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Chosen,
    Each,
    Either,
    Fold,
    Half,
    Here,
    If,
    Joined,
    Number,
    Read,
    Scaled,
    Stop,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, minus, more, plus, put, when, where

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def add_to_dword(draw: Drawer) -> Made:
    low, high, gain = draw.variable(16), draw.variable(16), draw.variable(16)
    before = Algorithms(draw).own("before", 16)
    program = (
        put(before, low),
        more(low, gain),
        when(check(low, "<", before), more(high)),
    )
    return program, (
        f"Write a routine that adds the word {gain.address} to a 32-bit number whose low word is {low.address} and whose high word is {high.address} (modulo 2^32).",
        f"How do I keep a 32-bit score? Low half: word {low.address}; high half: word {high.address}; points: word {gain.address}. Add with carry into the high half.",
        f"n = word[{high.address}] << 16 | word[{low.address}]; n += word[{gain.address}] mod 2^32; store both words back.",
        f"Total experience needs more than 16 bits, so it is split: {low.address} has the lower word, {high.address} (elsewhere in memory) the upper one. A fight gave {gain.address}, a word. Credit it.",
    )


def subtract_from_dword(draw: Drawer) -> Made:
    low, high, price = draw.variable(16), draw.variable(16), draw.variable(16)
    enough = Either(check(high, "!=", 0), check(low, ">=", price))
    paid = draw.variable(8)
    held = Algorithms(draw).own("held", 16)
    program = (
        If(
            enough,
            (
                put(held, low),
                less(low, price),
                when(check(held, "<", price), less(high)),
                put(paid, 1),
            ),
            (put(paid, 0),),
        ),
    )
    return program, (
        f"Write a routine that pays word[{price.address}] from a 32-bit account (low word {low.address}, high word {high.address}): if the account holds that much it is subtracted and {paid.address} becomes 1, otherwise the account stays and {paid.address} becomes 0.",
        f"How do I subtract from a split 32-bit balance without going below zero? Balance words {low.address} (low), {high.address} (high); price word {price.address}; success byte {paid.address}: 1 or 0.",
        f"b = word[{high.address}] << 16 | word[{low.address}]; if b >= word[{price.address}]: b -= word[{price.address}], byte[{paid.address}] = 1; else byte[{paid.address}] = 0.",
        f"A castle may cost up to 65535 ({price.address}), the treasury counts with 32 bits: {high.address} above {low.address}, words. Buy it if the treasury can bear it - tell by 1 at {paid.address} - or refuse with 0 and take nothing.",
    )


def compare_dwords(draw: Drawer) -> Made:
    low, high, other_low, other_high = (draw.variable(16) for _ in range(4))
    result = draw.variable(8)
    more_code, less_code, same_code = draw.one((1, 0xFF, 0), (2, 0, 1), (1, 2, 0))
    program = (
        If(
            check(high, "==", other_high),
            (
                If(
                    check(low, "==", other_low),
                    (put(result, same_code),),
                    (put(result, either(check(low, ">", other_low), more_code, less_code)),),
                ),
            ),
            (put(result, either(check(high, ">", other_high), more_code, less_code)),),
        ),
    )
    return program, (
        f"Write a routine that compares two unsigned 32-bit numbers: A has its low word at {low.address} and its high word at {high.address}, B at {other_low.address} and {other_high.address}. {result.address} becomes {more_code} if A is greater, ${less_code:02X} if it is less, {same_code} if both are equal.",
        f"How do I compare 32-bit values kept as words? A = {high.address}:{low.address} (high:low), B = {other_high.address}:{other_low.address}. Byte {result.address}: A > B {more_code}, A < B ${less_code:02X}, A == B {same_code}.",
        f"A = word[{high.address}] << 16 | word[{low.address}], B = word[{other_high.address}] << 16 | word[{other_low.address}]; byte[{result.address}] = A > B ? {more_code} : A < B ? ${less_code:02X} : {same_code}.",
        f"Who has more? My score is {low.address} (lower word) and {high.address} (upper word), the record {other_low.address} and {other_high.address}. Put {more_code} at {result.address} if mine is higher, ${less_code:02X} if lower, {same_code} on a draw.",
    )


def count_frames_long(draw: Drawer) -> Made:
    total, stop = draw.variable(24), draw.one(0x0FFFFF, 0x34BBFF, 0xFFFFFF, 0x01517F)
    program = (when(check(total, "<", stop), put(total, Binary("add", Read(total), Number(1, 24)))),)
    return program, (
        f"Write a routine that adds 1 to the 24-bit counter at {total.address} unless it has reached ${stop:06X} or more.",
        f"How do I count frames in three bytes and stop at the end? Counter {total.address} (low byte first), limit ${stop:06X}; at or above the limit it stays.",
        f"if long[{total.address}] < ${stop:06X}: long[{total.address}] += 1 (24 bits).",
        f"Play time: one more frame, in the three bytes at {total.address}. At {stop} the clock stands still for good; a larger number that got there by cheating isn't changed either.",
    )


def difference_long(draw: Drawer) -> Made:
    one, other, gap = draw.variable(24), draw.variable(24), draw.variable(24)
    program = (
        put(
            gap,
            Chosen(
                check(one, ">=", other),
                Binary("subtract", Read(one), Read(other)),
                Binary("subtract", Read(other), Read(one)),
            ),
        ),
    )
    return program, (
        f"Write a routine that stores the distance between the 24-bit numbers at {one.address} and {other.address} (the larger minus the smaller, unsigned) at the three bytes {gap.address}.",
        f"How do I take |a - b| of three-byte numbers? a {one.address}, b {other.address}, result {gap.address}, low byte first, unsigned.",
        f"long[{gap.address}] = a >= b ? a - b : b - a; a = long[{one.address}], b = long[{other.address}], 24 bits.",
        f"Two race times in frames fill three bytes each: {one.address} and {other.address}. By how much do they differ, whoever was faster? Three bytes to {gap.address}.",
    )


def keep_longer(draw: Drawer) -> Made:
    value, best, news = draw.variable(24), draw.variable(24), draw.variable(8)
    lower, relation = draw.one((True, "<"), (False, ">"))
    mark = draw.rng.randrange(1, 256)
    program = (
        put(news, 0),
        when(check(value, relation, best), put(best, value), put(news, mark)),
    )
    word, verb = ("smaller", "minimum") if lower else ("greater", "maximum")
    return program, (
        f"Write a routine that keeps the {verb}: if the 24-bit number at {value.address} is {word} than the one at {best.address} it is copied there and {news.address} becomes ${mark:02X}, else {news.address} becomes 0.",
        f"How do I update a three-byte record? New value {value.address}, record {best.address} (24 bits, unsigned). {word.title()}: record = value, byte {news.address} = ${mark:02X}. Not: byte {news.address} = 0.",
        f"if long[{value.address}] {relation} long[{best.address}]: long[{best.address}] = long[{value.address}], byte[{news.address}] = ${mark:02X}; else byte[{news.address}] = 0.",
        f"{'Fastest lap' if lower else 'Longest jump'} so far: {best.address}, three bytes. This one: {value.address}, three bytes. A {word} value replaces the old and the message number ${mark:02X} appears in {news.address}; otherwise 0 appears there.",
    )


def swap_endian_list(draw: Drawer) -> Made:
    words = draw.array(16, draw.one(4, 8, 16, 24))
    program = (Each((words,), (put(Here(words), Unary("swap", Read(Here(words)))),)),)
    return program, (
        f"Write a routine that exchanges the two bytes of each of the {where(words)}.",
        f"How do I convert {words.length} big-endian words at {words.address} to little-endian, in place?",
        f"w = (w << 8 | w >> 8) mod 65536 for each of the {where(words)}.",
        f"Data that came from a 68000 machine has its high bytes first. The {words.length} 16-bit numbers from {words.address} should be readable for us: swap the bytes within every one.",
        f"Byte-swap {words.length} words, {words.address}.",
    )


def sum_big_endian(draw: Drawer) -> Made:
    words, total = draw.array(16, draw.one(3, 4, 6, 8, 12)), draw.variable(16)
    program = (put(total, Fold("sum", words, Unary("swap", Read(Here(words))))),)
    return program, (
        f"Write a routine that adds up {words.length} big-endian words (high byte first) at {words.address} and stores the sum, modulo 65536, little-endian at {total.address}.",
        f"How do I sum numbers that are stored high byte first? {words.length} words from {words.address}; result as a normal word {total.address}.",
        f"word[{total.address}] = sum over i < {words.length} of (byte[{words.address} + 2i] << 8 | byte[{words.address} + 2i + 1]) mod 65536.",
        f"The level file lists {words.length} lengths in network order, two bytes each ({words.address}). Their total, 16 bits with overflow ignored and in our own byte order, belongs at {total.address}.",
    )


def read_big_endian(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 16, 32))
    place = draw.variable(8, below=data.length - 1)
    word = draw.variable(16)
    made = Joined(Read(at(data, place)), Read(at(data, plus(place, 1))))
    return (put(word, made),), (
        f"Write a routine that reads a big-endian word from the {data.length} bytes at {data.address}: byte number byte[{place.address}] is its high byte, the next one its low byte. It goes to the word {word.address}. The number is below {data.length - 1}.",
        f"How do I fetch a high-byte-first value at a variable offset? Buffer {data.address} ({data.length} bytes), offset byte {place.address} < {data.length - 1}. Word {word.address} = b[o] << 8 | b[o + 1].",
        f"word[{word.address}] = byte[{data.address} + o] << 8 | byte[{data.address} + o + 1]; o = byte[{place.address}] < {data.length - 1}.",
        f"A MIDI-like stream lies in {data.length} bytes of RAM from {data.address}. Where I am is in {place.address}, at most {data.length - 2}. There is a 16-bit number, upper byte leading: put it in {word.address} the way the 65816 likes it.",
    )


def store_big_endian(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 16, 32))
    place, word = draw.variable(8, below=data.length - 1), draw.variable(16)
    program = (
        put(at(data, place), Half(Read(word), True)),
        put(at(data, plus(place, 1)), Half(Read(word), False)),
    )
    return program, (
        f"Write a routine that writes the word {word.address} high byte first into the {data.length} bytes at {data.address}, beginning at index byte[{place.address}] (below {data.length - 1}).",
        f"How do I emit a big-endian word? Buffer {data.address}, {data.length} bytes; index byte {place.address} < {data.length - 1}; value word {word.address}: b[i] = high, b[i + 1] = low.",
        f"i = byte[{place.address}] < {data.length - 1}; byte[{data.address} + i] = word[{word.address}] >> 8; byte[{data.address} + i + 1] = word[{word.address}] & $FF.",
        f"My link cable protocol sends numbers with the big end first. Place {word.address} (two bytes, ours) in the packet buffer of {data.length} bytes at {data.address}, from position {place.address} on, which never exceeds {data.length - 2}.",
    )


def clock_down(draw: Drawer) -> Made:
    frames, seconds, over = draw.variable(8), draw.variable(8), draw.variable(8)
    rate, code = draw.one(60, 50, 30), draw.rng.randrange(1, 256)
    program = (
        If(
            check(frames, "!=", 0),
            (less(frames),),
            (
                If(
                    check(seconds, "==", 0),
                    (put(over, code),),
                    (less(seconds), put(frames, rate - 1)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for a time limit: if the frame byte {frames.address} is not 0, lower it by 1. If it is 0 and the second byte {seconds.address} is not, lower that by 1 and set the frames to {rate - 1}. If both are 0, store ${code:02X} at {over.address}.",
        f"How do I count down seconds of {rate} frames? frames {frames.address}, seconds {seconds.address} (bytes): borrow {rate} frames from a second when frames is 0 (one of them is used up at once, leaving {rate - 1}); nothing left: byte {over.address} = ${code:02X}.",
        f"if f: --f; else if s: --s, f = {rate - 1}; else byte[{over.address}] = ${code:02X}; f = byte[{frames.address}], s = byte[{seconds.address}].",
        f"The dungeon collapses in {seconds.address} seconds and {frames.address} frames ({rate} frames make a second). Take a frame off each call. When there was nothing left already, event ${code:02X} goes to {over.address}.",
    )


def add_base_sixty(draw: Drawer) -> Made:
    seconds, minutes = draw.variable(8, below=60), draw.variable(8)
    extra_seconds, extra_minutes = draw.variable(8, below=60), draw.variable(8)
    base = 60
    program = (
        more(seconds, extra_seconds),
        more(minutes, extra_minutes),
        when(check(seconds, ">=", base), less(seconds, base), more(minutes)),
    )
    return program, (
        f"Write a routine that adds two times: minutes {extra_minutes.address} and seconds {extra_seconds.address} are added to minutes {minutes.address} and seconds {seconds.address} (bytes, both seconds 0 to 59); the resulting seconds stay below 60, minutes wrap at 256.",
        f"How do I add mm:ss values? {minutes.address}:{seconds.address} += {extra_minutes.address}:{extra_seconds.address}; seconds < 60 before and after, carry to the minutes (modulo 256).",
        f"s = byte[{seconds.address}] + byte[{extra_seconds.address}]; byte[{seconds.address}] = s % 60; byte[{minutes.address}] += byte[{extra_minutes.address}] + s / 60 mod 256; seconds < 60.",
        f"The rally's penalty ({extra_minutes.address} minutes, {extra_seconds.address} seconds) comes on top of the driving time ({minutes.address} minutes, {seconds.address} seconds). One byte each, seconds always proper (under 60): do the sum in place.",
    )


def carry_digits(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(3, 4, 5, 6))
    carry, gain = Algorithms(draw).own("carry"), draw.variable(8, below=10)
    base = 10
    program = (
        put(carry, gain),
        Each(
            (digits,),
            (
                put(Here(digits), plus(Here(digits), carry)),
                put(carry, 0),
                when(check(Here(digits), ">=", base), put(Here(digits), minus(Here(digits), base)), put(carry, 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds the byte {gain.address} (0 to 9) to a decimal number kept as {digits.length} bytes at {digits.address}, ones first: a byte that gets to 10 or more is lowered by 10 and the next one raised by 1. What the last one carries is dropped. (Work on whatever the bytes hold: each gets what is carried in, modulo 256, and then is lowered at most once.)",
        f"How do I add to unpacked decimal digits? {digits.length} digit bytes from {digits.address}, lowest first; addend byte {gain.address} < 10. For each: d += carry in (the addend for the first); carry = d >= 10; if so d -= 10. Bytes, modulo 256.",
        f"c = byte[{gain.address}]; for i < {digits.length}: d[i] = (d[i] + c) mod 256; c = d[i] >= 10; d[i] -= 10 * c; d = bytes at {digits.address}; byte[{gain.address}] < 10.",
        f"My score is stored as it is shown, a digit per byte, {digits.length} of them, the rightmost digit at {digits.address}. Award {gain.address} points (a single digit) with carrying; from the leftmost digit the carry gets lost. A byte that isn't a digit is treated alike: ten off if it is ten or more after the addition, once.",
    )


def compare_digits(draw: Drawer) -> Made:
    mine = draw.array(8, draw.one(3, 4, 6))
    other = draw.array(8, mine.length)
    result = draw.variable(8)
    first = draw.maybe(0.5)
    program = (
        put(result, 0),
        Each(
            (mine, other),
            (
                when(
                    check(Here(mine), "!=", Here(other)),
                    put(result, either(check(Here(mine), ">", Here(other)), 1, 2)),
                    *((Stop(),) if first else ()),
                ),
            ),
        ),
    )
    order = "highest first" if first else "lowest first"
    decisive = "first" if first else "last"
    return program, (
        f"Write a routine that compares two numbers of {mine.length} digits, a byte a digit, {order}: A at {mine.address}, B at {other.address}. {result.address} becomes 1 if A is greater, 2 if B is, 0 if they are equal.",
        f"How do I compare multi-byte numbers stored {order}? {mine.length} bytes each, {mine.address} and {other.address}, unsigned; the {decisive} difference decides. Byte {result.address}: 0 same, 1 A > B, 2 A < B.",
        f"byte[{result.address}] = sign of the {decisive} i < {mine.length} where a[i] != b[i]: a[i] > b[i] ? 1 : 2; none: 0; a = bytes at {mine.address}, b = bytes at {other.address}.",
        f"The score ({mine.address}) and the high score ({other.address}) are rows of {mine.length} digit bytes, {order}. Which one wins? 1 for the score, 2 for the high score, 0 for neither, to {result.address}.",
    )


def append_typed_digit(draw: Drawer) -> Made:
    base = draw.one(6, 8, 12, 16, 20, 26)
    number, digit = draw.variable(16), draw.variable(8, below=base)
    made = plus(Scaled(Read(number), base), Widened(Read(digit)))
    return (put(number, made),), (
        f"Write a routine that appends a digit to a number: the word {number.address} becomes {base} times itself plus the byte {digit.address} (0 to {base - 1}), modulo 65536.",
        f"How do I build a number while the player types digits (base {base})? word {number.address} = word * {base} + byte[{digit.address}], digit < {base}, wraps.",
        f"word[{number.address}] = {base} * word[{number.address}] + byte[{digit.address}] mod 65536; digit < {base}.",
        f"Code lock: each key adds a figure at the right end of the number in {number.address} (two bytes, overflow drops off). The key, 0 to {base - 1}, is in {digit.address}; figures count to base {base}.",
    )


def borrow_long_timer(draw: Drawer) -> Made:
    low, high, done = draw.variable(8), draw.variable(8), draw.variable(8)
    mark = draw.rng.randrange(1, 256)
    program = (
        If(
            check(low, "!=", 0),
            (less(low),),
            (when(check(high, "!=", 0), less(high), put(low, 0xFF)),),
        ),
        when(Both(check(low, "==", 0), check(high, "==", 0)), put(done, mark)),
    )
    return program, (
        f"Write a routine that lowers a two-byte counter by 1, its low byte at {low.address}, its high byte at {high.address}, but not below 0. Whenever both are 0 at the end, store ${mark:02X} at {done.address}.",
        f"How do I count down a 16-bit timer split over {low.address} (low) and {high.address} (high)? Stop at 0; if it is 0 afterwards, byte {done.address} = ${mark:02X}.",
        f"t = byte[{high.address}] << 8 | byte[{low.address}]; if t: --t; store back; if t == 0: byte[{done.address}] = ${mark:02X}.",
        f"Two old variables far apart ({low.address} for the low, {high.address} for the high byte) serve as one long countdown. A tick, please; at the end of it, and as long as nothing is left, ${mark:02X} is to stand in {done.address}.",
    )


def three_byte_sum(draw: Drawer) -> Made:
    parts = [draw.variable(24) for _ in range(3)]
    total = draw.variable(24)
    a, b, c = parts
    program = (
        put(total, Binary("add", Read(a), Read(b))),
        put(total, Binary("add", Read(total), Read(c))),
    )
    return program, (
        f"Write a routine that adds the 24-bit numbers at {a.address}, {b.address} and {c.address} and stores the sum, modulo 2^24, at the three bytes {total.address}.",
        f"How do I total three long counters? Each has three bytes, low first: {a.address}, {b.address}, {c.address}. Sum to {total.address}; ignore overflow.",
        f"long[{total.address}] = long[{a.address}] + long[{b.address}] + long[{c.address}] (24 bits).",
        f"Team score: the three players' scores ({a.address}, {b.address}, {c.address}; three bytes each) together go to {total.address}, three bytes as well.",
    )


RECIPES = (
    add_to_dword,
    subtract_from_dword,
    compare_dwords,
    count_frames_long,
    difference_long,
    keep_longer,
    swap_endian_list,
    sum_big_endian,
    read_big_endian,
    store_big_endian,
    clock_down,
    add_base_sixty,
    carry_digits,
    compare_digits,
    append_typed_digit,
    borrow_long_timer,
    three_byte_sum,
)
