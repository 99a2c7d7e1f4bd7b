"""Play with whole numbers: prime factors, digits, sequences, triangles, squares, survivors in a circle."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Expression,
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
    Stop,
    Variable,
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
    toggled,
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


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def prime_factor_count(draw: Drawer) -> Made:
    number, result, largest = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, by = own("rest"), own("divisor")
    program = (
        put(result, 0),
        put(largest, 0),
        put(rest, number),
        put(by, 2),
        While(
            check(rest, ">", 1),
            (
                If(
                    check(Quotient(wide(rest), Read(by), remainder=True), "==", 0),
                    (put(rest, low(Quotient(wide(rest), Read(by)))), more(result), put(largest, by)),
                    (more(by),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that factors the byte {number.address}: the number of its prime factors, repeated ones counted each time, goes to {result.address} and the largest of them to {largest.address}. 0 and 1 have none: both results 0.",
        f"How do I do trial division? n = {number.address} (byte, kept); count of prime factors with multiplicity -> {result.address}, largest prime factor -> {largest.address}; 0 and 0 for n < 2.",
        f"byte[{result.address}] = Omega(n), byte[{largest.address}] = largest prime dividing n, n = byte[{number.address}]; both 0 for n = 0, 1.",
        f"factor u8 {number.address}: count {result.address} (with multiplicity), max prime {largest.address}",
        f"A stone wheel with {number.address} cogs can be split into prime wheels, 12 into 2, 2 and 3. How many prime wheels are that ({result.address}: 3 for 12), and how many cogs has the biggest ({largest.address})? Without cogs or with a single one, zero and zero.",
    )


def divisor_of_list(draw: Drawer) -> Made:
    numbers = draw.array(8, draw.one(3, 4, 5, 6, 8))
    result = draw.variable(8)
    own = Algorithms(draw).own
    common, other, held = own("common"), own("other"), own("held")
    program = (
        put(common, 0),
        Each(
            (numbers,),
            (
                put(other, Here(numbers)),
                While(
                    check(other, "!=", 0),
                    (
                        put(held, other),
                        put(other, low(Quotient(wide(common), Read(other), remainder=True))),
                        put(common, held),
                    ),
                ),
            ),
        ),
        put(result, common),
    )
    return program, (
        f"Write a routine that finds the greatest number that divides all of the {where(numbers)} and stores it at {result.address}; zeros among them don't matter, and if all are 0 the result is 0.",
        f"How do I compute the gcd of a list? {where(numbers)}; gcd(0, x) = x; byte {result.address}.",
        f"g = 0; for x in the {where(numbers)}: g = gcd(g, x); byte[{result.address}] = g.",
        f"gcd of {where(numbers)} -> {result.address}",
        f"{numbers.length} ropes of different lengths ({where(numbers)}) are to be cut into equal pieces with nothing wasted. The longest possible piece goes to {result.address}. A rope of length 0 is no rope; without any rope, 0.",
    )


def order_of_magnitude(draw: Drawer) -> Made:
    number, power, digit = draw.variable(16), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, number),
        put(power, 0),
        While(
            check(rest, ">=", 10),
            (put(rest, Quotient(Read(rest), Number(10))), more(power)),
        ),
        put(digit, low(rest)),
    )
    return program, (
        f"Write a routine that brings the word {number.address} to scientific form: its leading decimal digit goes to {digit.address}, the power of ten (digits minus one) to {power.address}; 0 gives 0 and 0.",
        f"How do I get the first digit and the exponent of a number? Word {number.address}; divide by 10 while it is 10 or more. What's left -> {digit.address}, number of divisions -> {power.address}.",
        f"d = str(word[{number.address}]); byte[{digit.address}] = int(d[0]); byte[{power.address}] = len(d) - 1.",
        f"{number.address} (u16) ~ {digit.address} x 10^{power.address}, truncated",
        f'The barker shouts "over 4000!" whatever exactly is in the pot. The pot holds {number.address} (16 bits). Give him the figure to shout, {digit.address}, and how many zeros to put behind it, {power.address}.',
    )


def right_triangle(draw: Drawer) -> Made:
    a, b, c = (draw.variable(8) for _ in range(3))
    result = draw.variable(8)
    own = Algorithms(draw).own
    legs, square, held = own("legs", 16), own("square", 16), own("held")
    program = (
        put(held, masked(a, 0x7F)),
        put(legs, Product(Read(held), Read(held))),
        put(held, masked(b, 0x7F)),
        more(legs, Product(Read(held), Read(held))),
        put(square, Product(Read(c), Read(c))),
        put(result, 0),
        when(check(legs, ">", square), put(result, 1)),
        when(check(legs, "<", square), put(result, 2)),
    )
    return program, (
        f"Write a routine that tells the angle between the sides a and b (the low seven bits of {a.address} and {b.address}) with the side {c.address} opposite: a * a + b * b equal to c * c stores 0 (right) at {result.address}, greater 1 (acute), less 2 (obtuse).",
        f"How do I check Pythagoras? a = {a.address} & 127, b = {b.address} & 127, c = {c.address}; compare a^2 + b^2 with c^2: equal 0, greater 1, less 2 -> {result.address}.",
        f"l = a * a + b * b; r = c * c; byte[{result.address}] = l == r ? 0 : l > r ? 1 : 2; a = byte[{a.address}] & $7F, b = byte[{b.address}] & $7F, c = byte[{c.address}].",
        f"angle at C from sides {a.address}, {b.address} (7 bits), {c.address}: right 0 / acute 1 / obtuse 2 -> {result.address}",
        f"The mason lays {a.address} stones along one wall, {b.address} along the other (of both, bit 7 doesn't count) and measures {c.address} from end to end. Is the corner square? Write 0 to {result.address} if the squares of the walls add up to the square of the measure, 1 if they come to more, 2 if to less.",
    )


def kind_of_triangle(draw: Drawer) -> Made:
    a, b, c = (draw.variable(8) for _ in range(3))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, most = own("total", 16), own("most")
    program = (
        put(total, plus(plus(wide(a), wide(b)), wide(c))),
        put(most, Binary("max", Binary("max", Read(a), Read(b)), Read(c))),
        put(result, 0),
        when(
            check(total, ">", shl(wide(most), 1)),
            put(result, 1),
            when(Either(Either(check(a, "==", b), check(b, "==", c)), check(a, "==", c)), put(result, 2)),
        ),
    )
    return program, (
        f"Write a routine that judges three sides, the bytes {a.address}, {b.address} and {c.address}: 0 at {result.address} if they make no triangle (the longest is not shorter than the other two together), 2 if they do and at least two are equal, otherwise 1.",
        f"How do I classify a triangle? Sides {a.address}, {b.address}, {c.address} (unsigned); impossible or flat: 0; isosceles or equilateral: 2; other: 1. Byte {result.address}; mind sums over 255.",
        f"m = max(a, b, c); byte[{result.address}] = a + b + c <= 2 * m ? 0 : (a == b || b == c || a == c) ? 2 : 1; a, b, c = bytes {a.address}, {b.address}, {c.address}, exact.",
        f"triangle {a.address}/{b.address}/{c.address} -> {result.address}: 0 none, 1 scalene, 2 has equal sides",
        f"Three sticks: {a.address}, {b.address} and {c.address} long. If the longest is as long as the two others laid end to end, or longer, no corner can be built (0). Built corners with two sticks alike are lucky (2), others plain (1). Verdict to {result.address}.",
    )


def happy_step(draw: Drawer) -> Made:
    number, result = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, total, digit, turns = own("rest", 16), own("total", 16), own("digit"), own("turns")
    most = draw.one(6, 8, 10)
    program = (
        put(total, wide(number)),
        put(turns, most),
        While(
            Both(check(total, "!=", 1), check(turns, "!=", 0)),
            (
                put(rest, total),
                put(total, 0),
                While(
                    check(rest, "!=", 0),
                    (
                        put(digit, low(Quotient(Read(rest), Number(10), remainder=True))),
                        more(total, Product(Read(digit), Read(digit))),
                        put(rest, Quotient(Read(rest), Number(10))),
                    ),
                ),
                less(turns),
            ),
        ),
        put(result, low(total)),
    )
    return program, (
        f"Write a routine that replaces a number by the sum of the squares of its decimal digits again and again, starting with the byte {number.address}, until it is 1 or that was done {most} times. The last number goes to {result.address}.",
        f"How do I search happy numbers? n = byte {number.address}; while n != 1, at most {most} times: n = sum of its squared decimal digits. n -> byte {result.address} (1 means happy).",
        f"n = byte[{number.address}]; repeat up to {most} times while n != 1: n = sum(d * d for d in decimal digits of n); byte[{result.address}] = n.",
        f"digit-square chain from {number.address}, stop at 1 or after {most} steps -> {result.address}",
        f"A number is happy in my town if squaring its figures (decimal), adding them, and doing so over and over ends at 1. Try it with {number.address}, no more than {most} rounds, and leave whatever you hold then in {result.address}.",
    )


def digit_product_rounds(draw: Drawer) -> Made:
    number, result, last = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, product, held = own("rest", 16), own("product", 16), own("digit")
    program = (
        put(result, 0),
        put(rest, wide(number)),
        While(
            check(rest, ">=", 10),
            (
                more(result),
                put(product, 1),
                While(
                    check(rest, "!=", 0),
                    (
                        put(held, low(Quotient(Read(rest), Number(10), remainder=True))),
                        put(product, Product(low(product), Read(held))),
                        put(rest, Quotient(Read(rest), Number(10))),
                    ),
                ),
                put(rest, product),
            ),
        ),
        put(last, low(rest)),
    )
    return program, (
        f"Write a routine that multiplies the decimal digits of the byte {number.address} with each other, then those of the product, and so on until one digit is left: the number of rounds goes to {result.address}, the digit to {last.address}. A one-digit number takes 0 rounds.",
        f"How do I compute multiplicative persistence? n = byte {number.address}; while n >= 10: n = product of its decimal digits. Rounds -> {result.address}, final digit -> {last.address}.",
        f"k = 0; n = byte[{number.address}]; while n > 9: n = prod(decimal digits of n), ++k; byte[{result.address}] = k; byte[{last.address}] = n.",
        f"mult. persistence of {number.address} -> {result.address}, root digit {last.address}",
        f"The numerologist multiplies the figures of your age ({number.address}), then the figures of what comes out, till a single figure stands: that's your fate ({last.address}), and how often he had to multiply is the number of your lives ({result.address}, none for a child under ten).",
    )


def last_in_circle(draw: Drawer) -> Made:
    people, result = draw.variable(8, below=draw.one(40, 60, 100)), draw.variable(8)
    count = draw.rng.randrange(2, 8)
    own = Algorithms(draw).own
    spot, number = own("spot"), own("number")
    program = (
        put(spot, 0),
        put(number, 2),
        While(
            check(number, "<=", people),
            (
                put(spot, low(Quotient(wide(plus(spot, count)), Read(number), remainder=True))),
                more(number),
            ),
        ),
        put(result, spot),
    )
    nth = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh"}[count]
    return program, (
        f"Write a routine that solves the counting-out rhyme: n players (the byte {people.address}, below {people.below}) stand in a circle, and every {nth} one drops out until one is left. The place (from 0) of the last one goes to {result.address}; 0 for fewer than 2 players. The recurrence: p = 0; for m = 2 to n: p = (p + {count}) mod m.",
        f"How do I solve the Josephus problem with k = {count}? n in {people.address} (under {people.below}); survivor's index from 0 to {result.address}; p = 0, then p = (p + {count}) % m for m = 2..n.",
        f"p = 0; for (m = 2; m <= n; ++m) p = (p + {count}) % m; byte[{result.address}] = p; n = byte[{people.address}] < {people.below}.",
        f"josephus n = {people.address} (< {people.below}), k = {count} -> {result.address}, 0-based",
        f"{people.address} pirates, fewer than {people.below}, cast lots on a desert island: they stand in a ring, and counting from the first each {nth} one must leave, on and on. Where should I stand to remain? Place to {result.address}, the first being 0. With one pirate or none it's 0.",
    )


def recurrence_terms(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    terms = draw.array(width, draw.one(6, 8, 10, 12))
    first, second = draw.variable(width), draw.variable(width)
    p_factor, q_factor = draw.one((1, 2), (2, 1), (3, 1), (1, 3), (2, 3))
    subtracts = draw.maybe(0.4)
    own = Algorithms(draw).own
    a, b, held = own("first", width), own("second", width), own("held", width)

    def times(of: Variable, factor: int) -> Expression:
        return Read(of) if factor == 1 else Scaled(Read(of), factor)

    operation = minus if subtracts else plus
    program = (
        put(a, first),
        put(b, second),
        Each(
            (terms,),
            (
                put(Here(terms), a),
                put(held, operation(times(b, p_factor), times(a, q_factor))),
                put(a, b),
                put(b, held),
            ),
        ),
    )
    sign = "-" if subtracts else "+"
    rule = f"{f'{p_factor} * ' * (p_factor > 1)}x[i-1] {sign} {f'{q_factor} * ' * (q_factor > 1)}x[i-2]"
    kind = size(first)
    return program, (
        f"Write a routine that fills the {where(terms)} with a recurrent sequence: the first two terms are the {kind}s {first.address} and {second.address}, each further one is x[i] = {rule}, modulo {1 << width}.",
        f"How do I generate x[i] = {rule}? {terms.length} {kind}s at {terms.address}; x[0] = {first.address}, x[1] = {second.address}; {width}-bit arithmetic.",
        f"x[0] = {kind}[{first.address}]; x[1] = {kind}[{second.address}]; for 2 <= i < {terms.length}: x[i] = {rule}; x = {kind}s at {terms.address} (wrap).",
        f"second-order recurrence, {terms.length} terms ({width} bits) -> {terms.address}; seeds {first.address}, {second.address}; {rule}",
        f"Bees have a strange family tree: this year's brood is {rule}, where i - 1 is last year's and i - 2 that of the year before. The two oldest broods are {first.address} and {second.address}; list {terms.length} years, beginning with these two, from {terms.address} on, {kind}s that may overflow.",
    )


def pascal_row_step(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(5, 6, 8, 10, 12))
    own = Algorithms(draw).own
    held, before = own("held"), own("before")
    operation = draw.one(plus, toggled)
    program = (
        put(before, 0),
        Each(
            (row,),
            (
                put(held, Here(row)),
                put(Here(row), operation(held, before)),
                put(before, held),
            ),
        ),
    )
    word = "sum" if operation is plus else "exclusive or"
    sign = "+" if operation is plus else "^"
    wrap = ", modulo 256" if operation is plus else ""
    return program, (
        f"Write a routine that makes the next row of {'Pascal' if operation is plus else 'Sierpinski'}'s triangle in place: each of the {where(row)}, except the first, becomes the {word} of its old value and the old value of the one before{wrap}; the first stays.",
        f"How do I step a row of {'binomial coefficients' if operation is plus else 'the xor triangle'}? {where(row)}; new a[i] = a[i] {sign} a[i-1] with old values, a[-1] = 0{wrap}.",
        f"for i from {row.length - 1} down to 1: a[i] {sign}= a[i - 1]; a = {where(row)}{wrap}.",
        f"{'pascal' if operation is plus else 'rule-60'} row step, {where(row)}, in place{', u8 wrap' if operation is plus else ''}",
        f"Balls roll down a nail board: every pin of the next row ({row.length} pins, a byte each from {row.address}) gets what the same pin and its left neighbour had, combined by {word}{wrap}; the leftmost pin keeps its number. Old numbers count, not ones just written.",
    )


def doublings_to_reach(draw: Drawer) -> Made:
    start, goal, result = draw.variable(16), draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    made = own("made", 16)
    program = (
        put(result, 0xFF),
        when(
            check(start, "!=", 0),
            put(made, start),
            put(result, 0),
            While(
                check(made, "<", goal),
                (
                    more(result),
                    when(Bits(Read(made), 0x8000, "any"), Stop()),
                    put(made, shl(made, 1)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts how many times the word {start.address} must be doubled to be at least the word {goal.address} (0 if it is already); a doubled number may need 17 bits. The count goes to {result.address}, $FF if the start is 0.",
        f"How do I find the smallest n with (s << n) >= g? s {start.address}, g {goal.address}, unsigned words, no overflow; n -> byte {result.address}; s = 0: $FF.",
        f"byte[{result.address}] = s ? min(n for s * 2^n >= g) : $FF; s = word[{start.address}], g = word[{goal.address}], exact.",
        f"ceil(log2(g/s)): s {start.address}, g {goal.address} (u16) -> {result.address}; s = 0 -> $FF, s >= g -> 0",
        f"A lily pond starts with {start.address} lilies and they double every day; the pond is full at {goal.address} (both 16-bit). On which day is it full, today being 0? To {result.address}. With no lily at all it never is: $FF, whatever the goal.",
    )


def clock_hands_apart(draw: Drawer) -> Made:
    hour, minute, result = draw.variable(8, below=12), draw.variable(8, below=60), draw.variable(16)
    own = Algorithms(draw).own
    short, long = own("short hand", 16), own("long hand", 16)
    program = (
        put(short, plus(Product(Read(hour), Number(60)), wide(minute))),
        put(long, Product(Read(minute), Number(12))),
        put(short, Binary("distance", Read(short), Read(long))),
        when(check(short, ">", 360), put(short, minus(720, Read(short)))),
        put(result, short),
    )
    return program, (
        f"Write a routine that computes the angle between the hands of a clock at {hour.address} (0 to 11) hours {minute.address} (0 to 59) minutes in half degrees: the short hand stands at 60 * hour + minute, the long one at 12 * minute, of 720. The smaller angle (0 to 360) goes to the word {result.address}.",
        f"How do I get the angle of clock hands? Hour byte {hour.address} (< 12), minute byte {minute.address} (< 60), unit half a degree: h = 60 * hour + min, m = 12 * min, d = |h - m|, min(d, 720 - d) -> word {result.address}.",
        f"d = abs(60 * h + m - 12 * m); word[{result.address}] = min(d, 720 - d); h = byte[{hour.address}] < 12, m = byte[{minute.address}] < 60.",
        f"clock hands {hour.address}:{minute.address} (h < 12) -> angle in half degrees, 0..360, {result.address} (u16)",
        f"The clockwork door opens by the gap between its hands. It shows {hour.address} o'clock (0 to 11) and {minute.address} minutes. A full circle has 720 parts, the hour hand creeps one part a minute, the minute hand twelve. Store the narrower gap in parts at {result.address}, two bytes.",
    )


def magic_word_value(draw: Drawer) -> Made:
    letters = draw.array(8, draw.one(4, 5, 6, 8))
    first = draw.one(0x41, 0x00, 0x10, 0x80)
    result, root = draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    rest, digit = own("rest", 16), own("total")
    letter = Here(letters)
    program = (
        put(
            result, Fold("sum", letters, wide(plus(minus(letter, first), 1)), Between(Read(letter), first, first + 25))
        ),
        put(rest, result),
        put(digit, 0),
        While(
            check(rest, "!=", 0),
            (
                more(digit, low(Quotient(Read(rest), Number(10), remainder=True))),
                put(rest, Quotient(Read(rest), Number(10))),
            ),
        ),
        put(root, digit),
    )
    return program, (
        f"Write a routine that values a word of {letters.length} letters, bytes from {letters.address}: A (code ${first:02X}) counts 1, B 2, up to Z (${first + 25:02X}) 26, other codes 0. The sum goes to the word {result.address}, the sum of its decimal digits to {root.address}.",
        f"How do I add up letter values? {letters.length} bytes at {letters.address}; codes ${first:02X}-${first + 25:02X} are worth 1-26, everything else nothing. Total -> word {result.address}, its digit sum (once) -> byte {root.address}.",
        f"s = sum(c - ${first:02X} + 1 for c in the {where(letters)} if ${first:02X} <= c <= ${first + 25:02X}); word[{result.address}] = s; byte[{root.address}] = sum of the decimal digits of s.",
        f"gematria of {where(letters)} ('A' = ${first:02X}): total {result.address} (u16), digit sum {root.address}",
        f"The runes in {letters.address} ({letters.length} bytes; the alphabet of 26 begins at ${first:02X}, other signs are worthless) each stand for their place in the alphabet, the first being 1. What do they come to together ({result.address}, 16-bit), and what do the figures of that number, in decimal, add up to ({root.address})?",
    )


RECIPES = (
    prime_factor_count,
    divisor_of_list,
    order_of_magnitude,
    right_triangle,
    kind_of_triangle,
    happy_step,
    digit_product_rounds,
    last_in_circle,
    recurrence_terms,
    pascal_row_step,
    doublings_to_reach,
    clock_hands_apart,
    magic_word_value,
)
