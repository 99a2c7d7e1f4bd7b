"""Dividing and multiplying: shares, ratios, remainders of signed numbers, other bases, fractions, modular arithmetic."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Either,
    Expression,
    Half,
    Here,
    If,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Scaled,
    Shifted,
    Statement,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    check,
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

SUBJECT = "multiplication and division"


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


def pages_of_list(draw: Drawer) -> Made:
    entries, pages, last = draw.variable(8), draw.variable(8), draw.variable(8)
    each = draw.rng.randrange(5, 30)
    program = (
        put(pages, 1),
        put(last, entries),
        While(check(last, ">", each), (less(last, each), more(pages))),
    )
    return program, (
        f"Write a routine that pages a list: {entries.address} holds the number of entries, {each} fit on a page. Store the number of pages at {pages.address} (an empty list has one page) and how many entries the last page shows at {last.address}; all bytes.",
        f"How do I get page count and size of the last page? Entries {entries.address}, {each} a page, pages to {pages.address}, last page's entries to {last.address}. 0 entries: one page with 0.",
        f"byte[{pages.address}] = max(1, ceil(n / {each})); byte[{last.address}] = n - (pages - 1) * {each}; n = byte[{entries.address}].",
        f"My item menu shows {each} lines at once. Of {entries.address} items I need the screens ({pages.address}, never 0) and the lines in use on the final screen ({last.address}, a full one counts {each}).",
        f"pages -> {pages.address}, lines on last page -> {last.address}, from item count {entries.address}; {each} lines each; empty = 1 page, 0 lines.",
    )


def round_half_even(draw: Drawer) -> Made:
    number, result = draw.variable(16), draw.variable(16)
    bits = draw.rng.randrange(1, 7)
    half = 1 << (bits - 1)
    rest = masked(number, (1 << bits) - 1)
    program = (
        put(result, shr(number, bits)),
        when(
            Either(check(rest, ">", half), Both(check(rest, "==", half), Bits(Read(number), 1 << bits, "any"))),
            more(result),
        ),
    )
    return program, (
        f"Write a routine that divides the unsigned word {number.address} by {1 << bits} with banker's rounding (to the nearest, a tie goes to the even quotient) and stores the word at {result.address}.",
        f"How do I divide by {1 << bits} so that halves round to even? Word {number.address} -> word {result.address}, unsigned.",
        f"word[{result.address}] = round_half_even(word[{number.address}] / {1 << bits}).",
        f"Always rounding .5 up makes my totals drift. Give me {number.address} / {1 << bits} (16-bit, unsigned) at {result.address}: nearest integer, and from exactly halfway to whichever neighbour is even.",
        f"{number.address}, word: shift right {bits}, round to nearest, ties to even, result {result.address}.",
    )


def floor_division_signed(draw: Drawer) -> Made:
    number, result = draw.variable(16, signed=True), draw.variable(16, signed=True)
    by = draw.one(3, 5, 6, 7, 10, 12, 20, 24, 60, 100)
    inverted = Unary("not", Read(number))
    program = (
        If(
            check(number, "<", 0, signed=True),
            (put(result, Unary("not", Quotient(inverted, Number(by)))),),
            (put(result, Quotient(Read(number), Number(by))),),
        ),
    )
    return program, (
        f"Write a routine that divides the signed word {number.address} by {by}, rounding toward minus infinity, and stores the signed word at {result.address}.",
        f"How do I do Python's n // {by} with a two's complement word? n at {number.address}, quotient to {result.address}; -1 // {by} is -1.",
        f"int16[{result.address}] = floor(int16[{number.address}] / {by}).",
        f"Cells are {by} pixels wide and the map reaches to both sides of 0. Which cell is x = {number.address} (signed 16-bit) in? Left of 0 come cells -1, -2 and so on; answer as a signed word at {result.address}.",
        f"floored signed division, word {number.address} by {by}, to {result.address}. Not truncated!",
    )


def remainder_with_sign(draw: Drawer) -> Made:
    number, result = draw.variable(16, signed=True), draw.variable(16, signed=True)
    by = draw.one(3, 5, 7, 9, 10, 12, 30, 60, 100)
    like_c = draw.maybe(0.5)
    program: tuple[Statement, ...]
    if like_c:
        program = (
            put(result, Quotient(Unary("magnitude", Read(number)), Number(by), remainder=True)),
            when(check(number, "<", 0, signed=True), put(result, Unary("negate", Read(result)))),
        )
    else:
        inverted = Quotient(Unary("not", Read(number)), Number(by), remainder=True)
        program = (
            If(
                check(number, "<", 0, signed=True),
                (put(result, minus(by - 1, inverted)),),
                (put(result, Quotient(Read(number), Number(by), remainder=True)),),
            ),
        )
    how = "has the sign of the dividend, as in C" if like_c else f"is never negative: 0 to {by - 1}, as in Python"
    return program, (
        f"Write a routine that stores the remainder of the signed word {number.address} divided by {by} in the word {result.address}; the remainder {how}.",
        f"How do I compute n % {by} for a two's complement n? Word {number.address} to word {result.address}. The remainder {how}.",
        f"word[{result.address}] = int16[{number.address}] % {by}, {'C' if like_c else 'Python'} semantics (-1 % {by} is {-1 if like_c else by - 1}).",
        f"{number.address} (signed, 16 bits) counts steps forwards and backwards on a wheel of {by}. Put the signed word n mod {by} at {result.address}; it {how}.",
        f"signed word {number.address} mod {by} -> {result.address}, {'truncating (sign follows the dividend)' if like_c else 'Euclidean (0 or more)'}.",
    )


def rule_of_three(draw: Drawer) -> Made:
    amount, factor, divisor = draw.variable(8), draw.variable(8), draw.variable(8)
    result = draw.variable(16)
    nearest = draw.maybe(0.5)
    product: Expression = Product(Read(amount), Read(factor))
    if nearest:
        product = plus(product, wide(shr(divisor, 1)))
    program = (
        put(result, 0),
        when(check(divisor, "!=", 0), put(result, Quotient(product, Read(divisor)))),
    )
    how = "rounded to the nearest, halves up" if nearest else "rounded down"
    return program, (
        f"Write a routine for the rule of three: multiply the byte {amount.address} by the byte {factor.address}, divide the 16-bit product by the byte {divisor.address}, and store the word, {how}, at {result.address}. If {divisor.address} is 0, store 0.",
        f"How do I scale a byte by a ratio of two bytes? {amount.address} * {factor.address} / {divisor.address}, unsigned, {how}, word result at {result.address}; a divisor of 0 gives 0.",
        f"word[{result.address}] = c ? a * b / c : 0; a = byte[{amount.address}], b = byte[{factor.address}], c = byte[{divisor.address}]; exact product, {how}.",
        f"{divisor.address} eggs make {factor.address} pancakes; I've got {amount.address} eggs (bytes). Pancakes, {how}, to the word {result.address}. A recipe without eggs yields 0.",
        f"{result.address} (word) = {amount.address} x {factor.address} / {divisor.address}, bytes, {how}, /0 -> 0",
    )


def product_capped(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    cap = draw.one(255, 255, 99, 200, 160)
    product = Product(Read(one), Read(other))
    held = Algorithms(draw).own("product", 16)
    program = (
        put(held, product),
        when(check(held, ">", cap), put(held, cap)),
        put(result, low(held)),
    )
    return program, (
        f"Write a routine that multiplies the bytes {one.address} and {other.address} and stores the product at {result.address} as a byte, but {cap} where it is larger.",
        f"How do I do a saturating 8-bit multiplication? {one.address} * {other.address}, result byte {result.address}, stuck at {cap}.",
        f"byte[{result.address}] = min({cap}, byte[{one.address}] * byte[{other.address}]).",
        f"Base damage {one.address} times the combo multiplier {other.address}, both bytes; no blow does more than {cap}. Result: {result.address}.",
        f"u8 product {one.address} x {other.address} -> {result.address}, clamp {cap}",
    )


def word_by_word(draw: Drawer) -> Made:
    one, other, result = draw.variable(16), draw.variable(16), draw.variable(16)
    cross = plus(Product(low(one), high(other)), Product(high(one), low(other)))
    program = (put(result, plus(Product(low(one), low(other)), shl(cross, 8))),)
    return program, (
        f"Write a routine that multiplies the words {one.address} and {other.address} and stores the low 16 bits of the product at {result.address}.",
        f"How do I build a 16 x 16 multiplication out of the console's 8 x 8 multiplier? Factors {one.address} and {other.address}, result modulo 65536 to {result.address}.",
        f"word[{result.address}] = word[{one.address}] * word[{other.address}], overflow dropped.",
        f"imul for words: {one.address} * {other.address} -> {result.address}, 16 bits kept.",
        f"My script language needs a multiply opcode: operands are the words {one.address} and {other.address}, the product, cut to a word, belongs in {result.address}. The operands must survive.",
    )


_RECIPROCALS = tuple(
    (by, factor, shift)
    for by, factor, shift in (
        (3, 171, 9), (5, 205, 10), (6, 171, 10), (9, 57, 9), (10, 205, 11), (11, 187, 11), (12, 171, 11), (13, 79, 10),
        (15, 137, 11), (20, 205, 12), (25, 41, 10), (40, 205, 13),
    )
    if all(number * factor >> shift == number // by for number in range(256))
)  # fmt: skip
"""Divisors with the factor and the shift that divide every byte exactly."""


def by_reciprocal(draw: Drawer) -> Made:
    number, result = draw.variable(8), draw.variable(8)
    by, factor, shift = draw.rng.choice(_RECIPROCALS)
    told_rest = draw.maybe(0.4)
    quotient = shr(high(Product(Read(number), Number(factor))), shift - 8)
    program: tuple[Statement, ...] = (put(result, quotient),)
    end, short = ".", ""
    if told_rest:
        rest = draw.variable(8)
        program = (put(result, quotient), put(rest, minus(number, Scaled(Read(result), by))))
        end, short = f", and the remainder at {rest.address}.", f", remainder {rest.address}"
    return program, (
        f"Write a routine that divides the byte {number.address} by {by} with one multiplication by the reciprocal (times {factor}, shifted right by {shift}, which is exact for a byte) and stores the quotient at {result.address}{end}",
        f"How do I divide a byte by {by} without the slow division registers? {number.address} -> {result.address}{short}; n * {factor} >> {shift} does it.",
        f"byte[{result.address}] = byte[{number.address}] / {by}, unsigned, truncated{short}.",
        f"{number.address} sweets for {by} children. What each gets, in whole sweets, goes to {result.address}{end} A byte each.",
        f"u8 {number.address} div {by} -> {result.address}{short}",
    )


def count_multiples(draw: Drawer) -> Made:
    [numbers] = draw.one(draw.slots, draw.records)(8)
    count, by = draw.variable(8), draw.one(3, 5, 6, 7, 9, 10)
    zero = draw.maybe(0.5)
    held = Algorithms(draw).own("held")
    fits = check(Quotient(wide(held), Number(by), remainder=True), "==", 0)
    counted = when(fits, more(count))
    program = (
        put(count, 0),
        Each((numbers,), (put(held, Here(numbers)), counted if zero else when(check(held, "!=", 0), counted))),
    )
    how = "0 counts too" if zero else "0 does not count"
    return program, (
        f"Write a routine that counts how many of the {where(numbers)} are divisible by {by} ({how}) and stores the number at {count.address}.",
        f"How do I count the multiples of {by} in a list? List: {where(numbers)}. Count to {count.address}; {how}.",
        f"byte[{count.address}] = number of x in the {where(numbers)} with x % {by} == 0{'' if zero else ' and x != 0'}.",
        f"The oracle loves numbers that {by} divides. Offered were {where(numbers)}; how many please her? Answer to {count.address}; {how}.",
        f"multiples of {by} among {where(numbers)} -> {count.address} ({how})",
    )


def fair_shares(draw: Drawer) -> Made:
    total = draw.variable(16)
    shares = draw.array(16, draw.one(3, 5, 6, 7, 9, 10))
    own = Algorithms(draw).own
    part, rest = own("part", 16), own("rest")
    number = Number(shares.length)
    program = (
        put(part, Quotient(Read(total), number)),
        put(rest, low(Quotient(Read(total), number, remainder=True))),
        Each(
            (shares,),
            (
                put(Here(shares), part),
                when(check(rest, "!=", 0), more(Here(shares)), less(rest)),
            ),
        ),
    )
    return program, (
        f"Write a routine that splits the word {total.address} into {shares.length} shares, words from {shares.address}, as evenly as whole numbers allow: all get the quotient, and the first ones get 1 more each until the remainder is used up.",
        f"How do I deal {total.address} (word) out to {shares.length} word slots at {shares.address} without losing the remainder? Everybody total / {shares.length}, the first total % {shares.length} of them one more.",
        f"q, r = divmod(word[{total.address}], {shares.length}); for i < {shares.length}: word[{shares.address} + 2 * i] = q + (i < r).",
        f"{shares.length} heirs, {total.address} coins (16-bit). Nothing may be left over, so the eldest (lowest slots) get the odd coins, one each. Heirs' words: {shares.address} ff.",
        f"even split of {total.address} (u16) over {shares.length} words at {shares.address}; leftover units go to the front, one per slot",
    )


def cell_in_three_axes(draw: Drawer) -> Made:
    columns, rows, layers = draw.rng.randrange(3, 14), draw.rng.randrange(3, 14), draw.rng.randrange(3, 9)
    cell = draw.variable(16, below=columns * rows * layers)
    x, y, z = draw.variable(8), draw.variable(8), draw.variable(8)
    held = Algorithms(draw).own("held", 16)
    program = (
        put(x, low(Quotient(Read(cell), Number(columns), remainder=True))),
        put(held, Quotient(Read(cell), Number(columns))),
        put(y, low(Quotient(Read(held), Number(rows), remainder=True))),
        put(z, low(Quotient(Read(held), Number(rows)))),
    )
    return program, (
        f"Write a routine that takes a cell number of a building apart: the word {cell.address} is (z * {rows} + y) * {columns} + x with x below {columns}, y below {rows} and z below {layers}. Store the bytes x at {x.address}, y at {y.address}, z at {z.address}.",
        f"How do I turn a flat index into three coordinates? Index word {cell.address} (below {columns * rows * layers}); x runs fastest, {columns} columns, then {rows} rows, then layers. x -> {x.address}, y -> {y.address}, z -> {z.address}.",
        f"i = word[{cell.address}] (< {columns * rows * layers}); byte[{x.address}] = i % {columns}; byte[{y.address}] = i / {columns} % {rows}; byte[{z.address}] = i / {columns * rows}.",
        f"A storehouse with {layers} floors of {rows} shelves of {columns} boxes. Box number {cell.address} (word, always valid, counted box by box, shelf by shelf, from 0): which box ({x.address}) on which shelf ({y.address}) of which floor ({z.address})? All from 0.",
        f"unflatten {cell.address} (u16): dims {columns} x {rows} x {layers}, x fastest -> {x.address}, {y.address}, {z.address} (bytes; index in range)",
    )


def digits_in_base(draw: Drawer) -> Made:
    number = draw.variable(16)
    base = draw.one(3, 5, 6, 7, 12, 20, 36, 60)
    digits = draw.array(8, draw.one(3, 4, 5, 6))
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, number),
        Each(
            (digits,),
            (
                put(Here(digits), low(Quotient(Read(rest), Number(base), remainder=True))),
                put(rest, Quotient(Read(rest), Number(base))),
            ),
        ),
    )
    return program, (
        f"Write a routine that writes the lowest {digits.length} digits of the word {number.address} in base {base} to the {digits.length} bytes from {digits.address}, the units first.",
        f"How do I convert a word to base {base}? {number.address} -> {digits.length} digit values (0 to {base - 1}) from {digits.address} on, least significant digit first; higher digits are dropped.",
        f"n = word[{number.address}]; for i < {digits.length}: byte[{digits.address} + i] = n % {base}, n /= {base}.",
        f"The old people count by {base}s. Show {number.address} (16-bit) the way they write it, smallest place first, {digits.length} places, a byte each at {digits.address}; leave {number.address} alone.",
        f"{number.address} (word) to base {base}, {digits.length} digits little end first at {digits.address}, zero filled",
    )


def number_from_base(draw: Drawer) -> Made:
    base = draw.one(3, 5, 6, 7, 12, 20, 36, 60)
    digits = draw.array(8, draw.one(3, 4, 5, 6, 8))
    result = draw.variable(16)
    program = (
        put(result, 0),
        Each((digits,), (put(result, plus(Scaled(Read(result), base), wide(Here(digits)))),)),
    )
    return program, (
        f"Write a routine that reads {digits.length} base-{base} digits, bytes from {digits.address} with the most significant first, as one number and stores it as a word at {result.address}, modulo 65536.",
        f"How do I evaluate a base-{base} number by Horner's scheme? {digits.length} digit bytes at {digits.address}, highest place first (no check of their range), 16-bit result {result.address}.",
        f"n = 0; for each of {digits.length} bytes d at {digits.address}: n = n * {base} + d; word[{result.address}] = n, 16 bits.",
        f"Tally stones in rows, each row worth {base} times the next: {digits.length} rows, counts as bytes from {digits.address}, the big ones first. The total as a word to {result.address}, overflow ignored.",
        f"base {base} -> binary: {digits.length} digits from {digits.address}, high first; word {result.address}",
    )


def speed_from_time(draw: Drawer) -> Made:
    way, time, result = draw.variable(16), draw.variable(8), draw.variable(16)
    marker = draw.one(0, 0xFFFF)
    program = (
        If(
            check(time, "==", 0),
            (put(result, marker),),
            (put(result, Quotient(Read(way), Read(time))),),
        ),
    )
    return program, (
        f"Write a routine that stores the mean speed at {result.address}: the word {way.address} (distance) divided by the byte {time.address} (seconds), rounded down to a word; with no time at all it is ${marker:04X}.",
        f"How do I divide a word by a byte safely? {way.address} / {time.address} -> word {result.address}; if the divisor is 0, ${marker:04X}.",
        f"word[{result.address}] = t ? word[{way.address}] / t : ${marker:04X}; t = byte[{time.address}], unsigned.",
        f"After the race: {way.address} pixels (word) in {time.address} seconds (byte) - how many whole pixels a second? To {result.address}; a time of 0 shows ${marker:04X}.",
        f"speed {result.address} = {way.address} / {time.address} (u16 / u8), guard t = 0: ${marker:04X}",
    )


def least_common_multiple(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b, total = own("first"), own("second"), own("total")
    program = (
        put(result, 0),
        put(a, masked(one, 15)),
        put(b, masked(other, 15)),
        when(
            Both(check(a, "!=", 0), check(b, "!=", 0)),
            put(total, a),
            While(check(Quotient(wide(total), Read(b), remainder=True), "!=", 0), (more(total, a),)),
            put(result, total),
        ),
    )
    return program, (
        f"Write a routine that stores the least common multiple of two numbers at {result.address} (a byte): the low four bits of {one.address} and those of {other.address}. If one of them is 0, the result is 0.",
        f"How do I find the lcm of two nibbles? a = {one.address} & 15, b = {other.address} & 15, lcm(a, b) to byte {result.address}; lcm with 0 is 0.",
        f"byte[{result.address}] = lcm(byte[{one.address}] & 15, byte[{other.address}] & 15), 0 for a zero.",
        f"Two lamps blink every {one.address} and every {other.address} frames (only the low nibbles count). After how many frames do they meet again? Store that at {result.address}; a lamp with period 0 never blinks, then store 0.",
        f"lcm of low nibbles of {one.address}, {other.address} -> {result.address}",
    )


def reduce_fraction(draw: Drawer) -> Made:
    top, bottom = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b, held = own("first"), own("second"), own("held")
    program = (
        put(a, top),
        put(b, bottom),
        While(
            check(b, "!=", 0),
            (put(held, b), put(b, low(Quotient(wide(a), Read(b), remainder=True))), put(a, held)),
        ),
        when(
            check(a, ">", 1),
            put(top, low(Quotient(wide(top), Read(a)))),
            put(bottom, low(Quotient(wide(bottom), Read(a)))),
        ),
    )
    return program, (
        f"Write a routine that reduces the fraction with the numerator {top.address} and the denominator {bottom.address} (bytes) to lowest terms, in place: both are divided by their greatest common divisor. 0/0 stays 0/0.",
        f"How do I cancel a fraction? {top.address} / {bottom.address}, unsigned bytes, each becomes itself / gcd; gcd(x, 0) = x, and if both are 0 nothing happens.",
        f"g = gcd(byte[{top.address}], byte[{bottom.address}]); if g: both /= g.",
        f"The odds are {top.address} to {bottom.address}, which looks ugly as 24 to 36. Show them as 2 to 3: smallest whole numbers of the same ratio, in the same two bytes. (0 to n becomes 0 to 1, n to 0 becomes 1 to 0, 0 to 0 is left.)",
        f"simplify ratio {top.address}:{bottom.address} in place (u8)",
    )


def modular_power(draw: Drawer) -> Made:
    base, exponent, result = draw.variable(8), draw.variable(8), draw.variable(8)
    modulus = draw.one(13, 29, 97, 101, 127, 199, 241, 251)
    own = Algorithms(draw).own
    made, square, bits = own("made"), own("square"), own("bits")

    def rest(of: Expression) -> Expression:
        return low(Quotient(of, Number(modulus), remainder=True))

    program = (
        put(made, 1),
        put(square, rest(wide(base))),
        put(bits, exponent),
        While(
            check(bits, "!=", 0),
            (
                when(Bits(Read(bits), 1, "any"), put(made, rest(Product(Read(made), Read(square))))),
                put(square, rest(Product(Read(square), Read(square)))),
                put(bits, shr(bits, 1)),
            ),
        ),
        put(result, made),
    )
    return program, (
        f"Write a routine that raises the byte {base.address} to the power {exponent.address} modulo {modulus} and stores the result at {result.address}; anything to the power 0 is 1.",
        f"How do I compute b^e mod {modulus} by squaring? b: {base.address}, e: {exponent.address}, both bytes; result {result.address} (0^0 = 1).",
        f"byte[{result.address}] = pow(byte[{base.address}], byte[{exponent.address}], {modulus}).",
        f"The seal on the crypt opens for a number that is the rune {base.address} multiplied with itself, {exponent.address} factors in all (no factor: 1), reduced modulo {modulus}. Leave it at {result.address}; runes are bytes.",
        f"modexp, modulus {modulus}: {base.address} ** {exponent.address} -> {result.address}",
    )


def modular_inverse(draw: Drawer) -> Made:
    number, result = draw.variable(8), draw.variable(8)
    modulus = draw.one(11, 13, 17, 26, 29, 31, 37)
    own = Algorithms(draw).own
    tried = own("tried")
    rest = Quotient(Product(Read(number), Read(tried)), Number(modulus), remainder=True)
    program = (
        put(tried, 1),
        While(Both(check(tried, "<", modulus), check(rest, "!=", 1)), (more(tried),)),
        put(result, tried),
        when(check(tried, "==", modulus), put(result, 0)),
    )
    return program, (
        f"Write a routine that finds the inverse of the byte {number.address} modulo {modulus}: the x from 1 to {modulus - 1} for which {number.address} * x leaves 1 when divided by {modulus}. It goes to {result.address}; if there is none, 0.",
        f"How do I invert a number mod {modulus}? a = byte {number.address}, smallest x >= 1 with a * x % {modulus} == 1 to {result.address}, or 0.",
        f"byte[{result.address}] = x in 1..{modulus - 1} with byte[{number.address}] * x = 1 (mod {modulus}), else 0.",
        f"To undo a cipher that multiplies letters by {number.address} modulo {modulus} I need the multiplier that reverses it. Search it, store it at {result.address}, and 0 if the cipher can't be undone.",
        f"inverse of {number.address} mod {modulus} -> {result.address} (none: 0)",
    )


def quotient_with_fraction(draw: Drawer) -> Made:
    number, divisor, result = draw.variable(8), draw.variable(8), draw.variable(16)
    program = (
        put(result, 0xFFFF),
        when(check(divisor, "!=", 0), put(result, Quotient(Joined(Read(number), Number(0)), Read(divisor)))),
    )
    return program, (
        f"Write a routine that divides the byte {number.address} by the byte {divisor.address} and stores the quotient as an 8.8 fixed point word at {result.address}, further binary places cut off. Division by 0 gives $FFFF.",
        f"How do I get a fractional quotient? {number.address} / {divisor.address} (unsigned bytes) as 8.8 in the word {result.address}; /0 -> $FFFF.",
        f"word[{result.address}] = d ? (byte[{number.address}] << 8) / d : $FFFF, d = byte[{divisor.address}].",
        f"The camera needs {number.address} pixels in {divisor.address} frames. Speed per frame with a fraction: whole pixels in the high byte, 1/256 pixels in the low byte of {result.address}. With 0 frames use $FFFF.",
        f"8.8 = u8 / u8: {number.address} / {divisor.address} -> {result.address}, truncate, div by zero $FFFF",
    )


def larger_ratio(draw: Drawer) -> Made:
    hits, shots, other_hits, other_shots = (draw.variable(8) for _ in range(4))
    strict = draw.maybe(0.5)
    program = (
        Report(
            check(
                Product(Read(hits), Read(other_shots)), ">" if strict else ">=", Product(Read(other_hits), Read(shots))
            )
        ),
    )
    word = "greater than" if strict else "greater than or equal to"
    return program, (
        f"Write a routine that compares two fractions without dividing: the carry is set if {hits.address} * {other_shots.address} is {word} {other_hits.address} * {shots.address}, all unsigned bytes with 16-bit products, else clear.",
        f"How do I test {hits.address}/{shots.address} {'>' if strict else '>='} {other_hits.address}/{other_shots.address} exactly? Bytes; cross-multiply, answer in the carry (no special case for zeros).",
        f"carry = byte[{hits.address}] * byte[{other_shots.address}] {'>' if strict else '>='} byte[{other_hits.address}] * byte[{shots.address}].",
        f"Who aims better? I made {hits.address} hits in {shots.address} shots, my rival {other_hits.address} in {other_shots.address}. Carry set when my hits times the rival's shots are {'more than' if strict else 'at least'} the rival's hits times my shots. Bytes.",
        f"C = ratio {hits.address}:{shots.address} {'>' if strict else '>='} {other_hits.address}:{other_shots.address} by cross products (u8 * u8 = u16)",
    )


def split_in_ratio(draw: Drawer) -> Made:
    total, mine, yours = draw.variable(8), draw.variable(8), draw.variable(8)
    a, b = draw.one((1, 2), (2, 3), (3, 5), (3, 4), (5, 7), (2, 5), (4, 9))
    program = (
        put(mine, low(Quotient(Product(Read(total), Number(a)), Number(a + b)))),
        put(yours, minus(total, mine)),
    )
    return program, (
        f"Write a routine that splits the byte {total.address} in the ratio {a} to {b}: {a}/{a + b} of it, rounded down, to {mine.address} and the rest to {yours.address}.",
        f"How do I divide a pool {a}:{b}? Pool {total.address}; first part (floor) {mine.address}, second part gets whatever remains, {yours.address}. Bytes.",
        f"byte[{mine.address}] = byte[{total.address}] * {a} / {a + b}; byte[{yours.address}] = byte[{total.address}] - byte[{mine.address}].",
        f"Of {total.address} fish the cat gets {a} parts and the fisherman {b} parts of {a + b}. Whole fish: the cat's number is rounded down ({mine.address}), the fisherman keeps the others ({yours.address}).",
        f"{total.address} split {a}:{b} -> {mine.address} (floor), {yours.address} (rest)",
    )


def missing_to_full_box(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, result = draw.variable(width), draw.variable(8)
    box = draw.one(5, 6, 7, 10, 12, 24, 50)
    dividend: Expression = wide(number) if width == 8 else Read(number)
    program = (
        put(result, low(Quotient(dividend, Number(box), remainder=True))),
        when(check(result, "!=", 0), put(result, minus(box, Read(result)))),
    )
    return program, (
        f"Write a routine that tells how many are missing to the next full box: boxes hold {box}, the {size(number)} {number.address} is the number of bottles. 0 if the last box is full (or there are none); store the byte {result.address}.",
        f"How do I get the distance up to the next multiple of {box}? {size(number)} {number.address}, result (0 to {box - 1}) in byte {result.address}.",
        f"byte[{result.address}] = (-n) mod {box}, n = {size(number)}[{number.address}] as an unsigned number.",
        f"Eggs go to market {box} in a carton. With {number.address} eggs ({width}-bit count), how many more must my hens lay until no carton is part-filled? Write that to {result.address}.",
        f"padding to a multiple of {box}: {number.address} ({size(number)}) -> {result.address}",
    )


RECIPES = (
    pages_of_list,
    round_half_even,
    floor_division_signed,
    remainder_with_sign,
    rule_of_three,
    product_capped,
    word_by_word,
    by_reciprocal,
    count_multiples,
    fair_shares,
    cell_in_three_axes,
    digits_in_base,
    number_from_base,
    speed_from_time,
    least_common_multiple,
    reduce_fraction,
    modular_power,
    modular_inverse,
    quotient_with_fraction,
    larger_ratio,
    split_in_ratio,
    missing_to_full_box,
)
