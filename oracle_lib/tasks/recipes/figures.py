"""Numbers: divisibility, primes, powers, sequences, medians, clocks, weighted means, rounding."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Half,
    Here,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Scaled,
    Shifted,
    Stop,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, minus, more, plus, put, size, when, where

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def divides_evenly(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, answer = draw.variable(width), draw.variable(8)
    by = draw.one(3, 5, 6, 7, 9, 10, 12)
    dividend = Read(number) if width == 16 else Widened(Read(number))
    rest = check(Quotient(dividend, Number(by), remainder=True), "==", 0)
    yes, no = draw.one((1, 0), (0xFF, 0), (0, 1))
    return (put(answer, either(rest, yes, no)),), (
        f"Write a routine that tests whether the {size(number)} {number.address} is divisible by {by}: ${yes:02X} to {answer.address} if it is (0 is), ${no:02X} if not.",
        f"How do I check n % {by} == 0? n: unsigned {size(number)} {number.address}; ${yes:02X}/${no:02X} to the byte {answer.address}.",
        f"byte[{answer.address}] = {size(number)}[{number.address}] % {by} ? ${no:02X} : ${yes:02X}.",
        f"Customers whose number is a multiple of {by} get a gift (0 counts as well). Is {number.address} ({size(number)}, unsigned) such a number? Yes: ${yes:02X} in {answer.address}; no: ${no:02X}.",
    )


def is_prime(draw: Drawer) -> Made:
    number, prime = draw.variable(8), draw.variable(8)
    divisor = Algorithms(draw).own("divisor")
    rest = Quotient(Widened(Read(number)), Read(divisor), remainder=True)
    program = (
        put(prime, 0),
        when(
            check(number, ">=", 2),
            put(prime, 1),
            put(divisor, 2),
            While(
                check(divisor, "<", draw.one(16, 16, 17)),
                (
                    when(check(divisor, ">=", number), Stop()),
                    when(check(rest, "==", 0), put(prime, 0), Stop()),
                    more(divisor),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that decides whether the byte {number.address} is a prime number: 1 to {prime.address} if so, 0 if not. 0 and 1 are no primes.",
        f"How do I do a primality test for 0-255? Number {number.address} (unchanged), answer byte {prime.address}, 1 prime, 0 not; trial division up to 15 is enough.",
        f"byte[{prime.address}] = n > 1 and all(n % d for d in 2..n-1) ? 1 : 0; n = byte[{number.address}].",
        f"The wizard likes primes. He looks at {number.meaning} in {number.address}, a byte, and nods (1 in {prime.address}) or shakes his head (0).",
    )


def collatz_step(draw: Drawer) -> Made:
    number = draw.variable(16)
    triple, add = draw.one((3, 1), (3, 1), (5, 1), (3, 5))
    program = (
        If(
            Bits(Read(number), 1, "any"),
            (put(number, plus(Scaled(Read(number), triple), add)),),
            (put(number, Shifted(Read(number), "right", 1)),),
        ),
    )
    return program, (
        f"Write a routine that changes the word {number.address} in this way: if it is even, halve it; if it is odd, multiply it by {triple} and add {add} (modulo 65536).",
        f"How do I do one step of the {triple}n+{add} game? n: word {number.address}, in place, 16-bit wrap.",
        f"n = n & 1 ? {triple} * n + {add} : n >> 1; n = word[{number.address}], unsigned 16 bits.",
        f"A strange bank: an even balance is cut in half overnight, an odd one multiplied by {triple} with {add} on top. The balance is in {number.address}, two bytes, and overflows silently. One night, please.",
    )


def collatz_length(draw: Drawer) -> Made:
    start, steps = draw.variable(8, below=27), draw.variable(8)
    n = Algorithms(draw).own("number", 16)
    program = (
        put(n, Widened(Read(start))),
        put(steps, 0),
        While(
            check(n, ">", 1),
            (
                If(
                    Bits(Read(n), 1, "any"),
                    (put(n, plus(Scaled(Read(n), 3), 1)),),
                    (put(n, Shifted(Read(n), "right", 1)),),
                ),
                more(steps),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts how many Collatz steps lead from the byte {start.address} (below 27) to 1: n/2 for even n, 3n + 1 for odd n. Count to {steps.address}; from 0 or 1 it is 0. The start value stays.",
        f"How do I get the length of a 3n+1 sequence? Start: byte {start.address}, less than 27; use 16 bits in between. Number of steps until n <= 1 to byte {steps.address}.",
        f"n = byte[{start.address}] (< 27); k = 0; while n > 1: n = n odd ? 3n + 1 : n / 2, ++k; byte[{steps.address}] = k.",
        f"Your number {start.address}, under 27, is halved when even and tripled plus one when odd, again and again, until it's 1 (or was 0 from the beginning). The judge writes the number of changes to {steps.address}; he needs a word for the numbers in between.",
    )


def power_of_number(draw: Drawer) -> Made:
    base, exponent, result = draw.variable(8), draw.variable(8, below=draw.one(4, 5, 6)), draw.variable(8)
    assert exponent.below
    own = Algorithms(draw).own
    made = own("made")
    step = (put(made, Half(Product(Read(made), Read(base)), high=False)),)
    program = (put(made, 1), Repeat(Read(exponent), step), put(result, made))
    return program, (
        f"Write a routine that raises the byte {base.address} to the power byte[{exponent.address}] (0 to {exponent.below - 1}), modulo 256, and stores it at {result.address}. Anything to the power 0 is 1.",
        f"How do I compute x^n mod 256? x: byte {base.address}; n: byte {exponent.address}, below {exponent.below}; multiply n times, keep the low byte; result {result.address}.",
        f"byte[{result.address}] = pow(byte[{base.address}], byte[{exponent.address}], 256), exponent < {exponent.below}.",
        f"A spell's strength is {base.address} to the power of the caster's circle {exponent.address} (circles 0 to {exponent.below - 1}), cut down to its low 8 bits. Circle 0: strength 1. To {result.address}.",
    )


def factorial(draw: Drawer) -> Made:
    number, result = draw.variable(8, below=9), draw.variable(16)
    own = Algorithms(draw).own
    factor, left, total = own("factor"), own("left"), own("total", 16)
    program = (
        put(result, 1),
        put(factor, 1),
        While(
            check(factor, "<=", number),
            (
                put(total, 0),
                put(left, factor),
                While(check(left, "!=", 0), (more(total, result), less(left))),
                put(result, total),
                more(factor),
            ),
        ),
    )
    return program, (
        f"Write a routine that computes the factorial of the byte {number.address} (0 to 8) and stores the word at {result.address}; 0! is 1.",
        f"How do I calculate n!? n: byte {number.address}, at most 8; 16-bit result {result.address}; no table needed.",
        f"word[{result.address}] = 1 * 2 * ... * byte[{number.address}], 1 for 0; operand below 9.",
        f"In how many orders can {number.address} (0 to 8) knights sit on a bench? The number belongs in {result.address}, two bytes; an empty bench has one order.",
    )


def fibonacci(draw: Drawer) -> Made:
    index, result = draw.variable(8, below=24), draw.variable(16)
    own = Algorithms(draw).own
    after, held = own("after", 16), own("held", 16)
    first, second = draw.one((0, 1), (0, 1), (1, 2), (2, 1))
    program = (
        put(result, first),
        put(after, second),
        Repeat(Read(index), (put(held, plus(result, after)), put(result, after), put(after, held))),
    )
    return program, (
        f"Write a routine that walks a sequence that starts {first}, {second} and in which each further number is the sum of the two before: number byte[{index.address}] of it, counted from 0 (below 24), goes to the word {result.address}.",
        f"How do I compute F(n) with F(0) = {first}, F(1) = {second}, F(n) = F(n-1) + F(n-2)? n: byte {index.address} < 24. Word {result.address}.",
        f"a, b = {first}, {second}; repeat byte[{index.address}] times: a, b = b, a + b; word[{result.address}] = a. The count is less than 24.",
        f"Rabbits: {first} pair{'s' * (first != 1)} in month 0, {second} in month 1, then always as many as in the two months before together. How many in month {index.address} (0 to 23)? Result word {result.address}.",
    )


def triangle_root(draw: Drawer) -> Made:
    blocks, rows, left = draw.variable(8), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, blocks),
        put(rows, 0),
        While(check(rest, ">", rows), (more(rows), less(rest, rows))),
        put(left, rest),
    )
    return program, (
        f"Write a routine that builds rows of 1, 2, 3, ... out of the byte {blocks.address} as long as a whole row is possible: number of rows to {rows.address}, what is left over to {left.address}.",
        f"How do I get the largest n with n(n+1)/2 <= b? b: byte {blocks.address}; n to {rows.address}; b - n(n+1)/2 to {left.address}.",
        f"r = byte[{blocks.address}]; n = 0; while r > n: ++n, r -= n; byte[{rows.address}] = n; byte[{left.address}] = r.",
        f"A pyramid has 1 stone on top, 2 below it, then 3 ... With {blocks.address} stones (a byte), how many complete layers can I lay from the top down, and how many stones remain? {rows.address} and {left.address}.",
    )


def clamp_between_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, least, most = draw.variable(width), draw.variable(width), draw.variable(width)
    program = (
        when(check(number, ">", most), put(number, most)),
        when(check(number, "<", least), put(number, least)),
    )
    return program, (
        f"Write a routine that limits the {size(number)} {number.address} by two others (unsigned): first it is lowered to {most.address} if it is greater, then raised to {least.address} if it is smaller.",
        f"How do I clamp to variable bounds? v: {number.address}, upper bound {most.address}, lower bound {least.address}, all {size(number)}s, unsigned; v = max(min(v, upper), lower), so the lower bound wins if they cross.",
        f"x = min(x, hi); x = max(x, lo); x = {size(number)}[{number.address}], lo = {size(number)}[{least.address}], hi = {size(number)}[{most.address}].",
        f"The dog stays between the two posts {least.address} and {most.address}; his place is {number.address} ({size(number)}s). Beyond the right post (the second) he is put back to it, then, should he be left of the left one, to that.",
    )


def median_of_list(draw: Drawer) -> Made:
    throws, result = draw.array(8, draw.one(5, 7, 9)), draw.variable(8)
    own = Algorithms(draw).own
    place, candidate, below, equal = own("place"), own("candidate"), own("below"), own("equal")
    half = throws.length // 2
    program = (
        put(place, 0),
        While(
            check(place, "<", throws.length),
            (
                put(candidate, at(throws, place)),
                put(below, 0),
                put(equal, 0),
                Each(
                    (throws,),
                    (
                        when(check(Here(throws), "<", candidate), more(below)),
                        when(check(Here(throws), "==", candidate), more(equal)),
                    ),
                ),
                more(place),
                when(
                    Both(check(below, "<=", half), check(plus(below, equal), ">", half)),
                    put(result, candidate),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the median of the {where(throws)} without changing their order: the one that would be in the middle (place {half}, from 0) if they were sorted. It goes to {result.address}. Unsigned.",
        f"How do I get the median of {throws.length} bytes at {throws.address}? The list must not be sorted in place. Result byte {result.address}.",
        f"byte[{result.address}] = sorted(a)[{half}]; a: {where(throws)}, unsigned; a itself stays.",
        f"{throws.length} judges gave marks ({throws.address}, a byte each). The middle mark counts: as many are not above as not below it. Write it to {result.address}; the marks remain where they are.",
    )


def modular_sum(draw: Drawer) -> Made:
    modulus = draw.one(7, 12, 24, 60, 100)
    one, other = draw.variable(8, below=modulus), draw.variable(8, below=modulus)
    back = draw.maybe(0.4)
    result = draw.variable(8)
    total = Algorithms(draw).own("total")
    if back:
        program = (
            put(total, minus(plus(one, modulus), other)),
            when(check(total, ">=", modulus), less(total, modulus)),
            put(result, total),
        )
    else:
        program = (
            put(total, plus(one, other)),
            when(check(total, ">=", modulus), less(total, modulus)),
            put(result, total),
        )
    sign, word = ("-", "back") if back else ("+", "forward")
    face = {7: "days of the week", 12: "hours", 24: "hours", 60: "minutes", 100: "years"}[modulus]
    return program, (
        f"Write a routine that calculates modulo {modulus}: byte {one.address} {sign} byte {other.address}, brought into 0 to {modulus - 1}, goes to {result.address}. Both are below {modulus}.",
        f"How do I {'subtract' if back else 'add'} on a clock with {modulus} positions? {one.address} {sign} {other.address} (each less than {modulus}) mod {modulus} -> byte {result.address}; never negative.",
        f"byte[{result.address}] = (byte[{one.address}] {sign} byte[{other.address}]{f' + {modulus}' if back else ''}) % {modulus}; both operands < {modulus}.",
        f"The hand stands at {one.address} on a dial of {modulus} {face} (0 to {modulus - 1}) and goes {word} by {other.address} (0 to {modulus - 1}) of them. Where is it then? {result.address}.",
    )


def number_of_steps(draw: Drawer) -> Made:
    start, goal, steps = draw.variable(8), draw.variable(8), draw.variable(16)
    stride = draw.rng.choice((3, 5, 6, 7, 10, 12, 20))
    far = Binary("distance", Read(start), Read(goal))
    rounded = plus(Widened(far), stride - 1)
    return (put(steps, Quotient(rounded, Number(stride))),), (
        f"Write a routine that calculates how many moves of up to {stride} units lead from the byte {start.address} to the byte {goal.address}, in whichever direction: their distance divided by {stride}, rounded up, as a word at {steps.address}.",
        f"How do I get ceil(|a - b| / {stride})? a {start.address}, b {goal.address}, unsigned bytes; word result {steps.address}.",
        f"word[{steps.address}] = (|byte[{start.address}] - byte[{goal.address}]| + {stride - 1}) / {stride}.",
        f"A piece stands at {start.address} and wants to {goal.address} (bytes, a line of 256 fields). It goes {stride} fields a turn, fewer in the last one. How many turns? Into the word {steps.address}.",
    )


def weighted_mean(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    shift = draw.one(2, 3, 4)
    whole = 1 << shift
    part = draw.rng.randrange(1, whole, 2)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(
            total,
            plus(
                Scaled(Widened(Read(one)), part) if part > 1 else Widened(Read(one)),
                Scaled(Widened(Read(other)), whole - part) if whole - part > 1 else Widened(Read(other)),
            ),
        ),
        put(result, Half(Shifted(Read(total), "right", shift), high=False)),
    )
    return program, (
        f"Write a routine that mixes two bytes: {part} part{'s' * (part > 1)} of {one.address} and {whole - part} part{'s' * (whole - part > 1)} of {other.address}, i.e. ({part}a + {whole - part}b) / {whole} rounded down, to {result.address}. The sum needs 16 bits.",
        f"How do I compute a weighted average {part}:{whole - part}? a = byte {one.address}, b = byte {other.address}; ({part} * a + {whole - part} * b) >> {shift} without overflow to byte {result.address}.",
        f"byte[{result.address}] = ({part} * byte[{one.address}] + {whole - part} * byte[{other.address}]) >> {shift}, 16-bit inside.",
        f"The school mark is {part}/{whole} the oral one ({one.address}) and {whole - part}/{whole} the written one ({other.address}), fractions of the result dropped. Write it to {result.address}.",
    )


def sum_of_squares(draw: Drawer) -> Made:
    one, other, result = draw.variable(8, below=0x80), draw.variable(8, below=0x80), draw.variable(16)
    less_ = draw.maybe(0.3)
    program = (
        put(result, Product(Read(one), Read(one))),
        put(result, (minus if less_ else plus)(result, Product(Read(other), Read(other)))),
    )
    sign = "-" if less_ else "+"
    return program, (
        f"Write a routine that computes a squared {sign} b squared for the bytes a = {one.address} and b = {other.address} (both below 128) as a word at {result.address}{' (modulo 65536)' * less_}.",
        f"How do I get a*a {sign} b*b in 16 bits? a: byte {one.address}, b: byte {other.address}, each less than 128; word {result.address}{', wraps when negative' * less_}.",
        f"word[{result.address}] = byte[{one.address}]**2 {sign} byte[{other.address}]**2{' & $FFFF' * less_}; inputs < 128.",
        f"Two square carpets have sides {one.address} and {other.address} (bytes under 128). {'How much more cloth is in the first than in the second' if less_ else 'How much cloth is that together'}? {result.address}, two bytes{', as a 16-bit difference that may wrap' * less_}.",
    )


def round_down_to_list(draw: Drawer) -> Made:
    number, result = draw.variable(8), draw.variable(8)
    step = draw.one(5, 10, 12, 20, 25, 50)
    rest = Half(Quotient(Widened(Read(number)), Number(step), remainder=True), high=False)
    nearest = draw.maybe(0.4)
    low = minus(number, result)
    chosen = either(check(result, ">=", (step + 1) // 2), plus(low, step), low) if nearest else low
    program = (put(result, rest), put(result, chosen))
    how = (
        f"to the nearest multiple of {step}{' (half goes up)' if step % 2 == 0 else ''}, modulo 256"
        if nearest
        else f"down to a multiple of {step}"
    )
    return program, (
        f"Write a routine that rounds the byte {number.address} {how} and stores that at {result.address}.",
        f"How do I round to {step}s? Byte {number.address} in, {how}; byte {result.address} out.",
        f"byte[{result.address}] = {f'((n + {step // 2}) / {step} * {step}) & $FF' if nearest else f'n - n % {step}'}; n = byte[{number.address}]{', the sum taken without overflow' * nearest}.",
        f"The cashier only has coins of {step}. What you owe ({number.address}) is rounded {how} by her; write what she takes into {result.address}.",
    )


RECIPES = (
    divides_evenly,
    is_prime,
    collatz_step,
    collatz_length,
    power_of_number,
    factorial,
    fibonacci,
    triangle_root,
    clamp_between_two,
    median_of_list,
    modular_sum,
    number_of_steps,
    weighted_mean,
    sum_of_squares,
    round_down_to_list,
)
