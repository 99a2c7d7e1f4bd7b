"""Methods with numbers: cube roots, division and multiplication by hand, divisors, digits, sums, sequences, bit tricks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Chosen,
    Compared,
    Field,
    Half,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Scaled,
    Set,
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
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
)

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def cube_root(draw: Drawer) -> Made:
    number, root = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    cube, side = own("cube", 16), own("side")
    program = (
        put(side, 0),
        put(cube, 1),
        While(
            check(cube, "<=", Widened(Read(number))),
            (
                more(side),
                put(cube, Product(plus(side, 1), plus(side, 1))),
                put(cube, Product(Half(Read(cube), False), plus(side, 1))),
            ),
        ),
        put(root, side),
    )
    return program, (
        f"Write a routine that finds the largest r whose cube r*r*r is not above the byte {number.address}; r to {root.address}.",
        f"How do I get the integer cube root of an 8-bit number? Number {number.address}, result (0 to 6) {root.address}.",
        f"byte[{root.address}] = max r with r^3 <= byte[{number.address}].",
        f"{number.address} dice are to be stacked into one solid cube. The longest edge that's possible, 0 for none, belongs in {root.address}.",
    )


def divide_by_shifting(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    dividend, divisor = draw.variable(width), draw.variable(width)
    quotient, remainder = draw.variable(width), draw.variable(width)
    own = Algorithms(draw).own
    rest, made, part = own("rest", width), own("made", width), own("part", width)
    top = 1 << (width - 1)
    kind = size(dividend)
    limit = 0xFF if width == 8 else 0xFFFF
    work = (
        put(made, dividend),
        put(part, divisor),
        put(rest, 0),
        Repeat(
            Number(width),
            (
                Set(rest, Shifted(Read(rest), "left", 1)),
                when(Bits(Read(made), top, "any"), more(rest)),
                Set(made, Shifted(Read(made), "left", 1)),
                when(check(rest, ">=", part), less(rest, part), more(made)),
            ),
        ),
        put(quotient, made),
        put(remainder, rest),
    )
    program = (
        when(check(divisor, ">=", top), put(quotient, 0), put(remainder, dividend),
             when(check(dividend, ">=", divisor), put(quotient, 1), put(remainder, minus(dividend, divisor))), Stop()),
        *work,
    )  # fmt: skip
    return program, (
        f"Write a routine that divides the unsigned {kind} {dividend.address} by the {kind} {divisor.address}: quotient to {quotient.address}, remainder to {remainder.address} ({kind}s). A divisor of 0 gives {limit} and the dividend.",
        f"How do I do a {width}-bit by {width}-bit unsigned division by shifting and subtracting? {dividend.address} / {divisor.address} -> {quotient.address}, remainder {remainder.address}; by 0: quotient {limit}, remainder = dividend. Inputs stay.",
        f"{kind}[{quotient.address}], {kind}[{remainder.address}] = divmod({kind}[{dividend.address}], {kind}[{divisor.address}]), and ({limit}, dividend) for 0.",
        f"The hardware divider won't do, both numbers have {width} bits: {dividend.address} shared among {divisor.address}. Share to {quotient.address}, leftover to {remainder.address}. Nobody there (0)? Then write {limit} and leave everything over.",
    )


def multiply_by_adding(draw: Drawer) -> Made:
    one, other, result = draw.variable(16), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    total, addend, bits = own("total", 16), own("addend", 16), own("bits")
    program = (
        put(total, 0),
        put(addend, one),
        put(bits, other),
        While(
            check(bits, "!=", 0),
            (
                when(Bits(Read(bits), 1, "any"), more(total, addend)),
                Set(addend, Shifted(Read(addend), "left", 1)),
                Set(bits, Shifted(Read(bits), "right", 1)),
            ),
        ),
        put(result, total),
    )
    return program, (
        f"Write a routine that multiplies the word {one.address} by the byte {other.address}, modulo 65536, into the word {result.address}; both factors stay.",
        f"How do I multiply 16 by 8 bits with shifts and adds? {one.address} (word) * {other.address} (byte), low 16 bits to {result.address}.",
        f"word[{result.address}] = word[{one.address}] * byte[{other.address}] mod 65536.",
        f"{other.address} crates (a byte) of {one.address} apples each (a word). The lower 16 bits of the total go to {result.address}.",
    )


def common_divisor(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, other, result = draw.variable(width), draw.variable(width), draw.variable(width)
    own = Algorithms(draw).own
    a, b, held = own("first", width), own("second", width), own("held", width)
    kind = size(one)
    swap = (put(held, a), put(a, b), put(b, held))
    program = (
        put(a, masked(one, 0x7F)),
        put(b, masked(other, 0x7F)),
        While(
            check(b, "!=", 0),
            (If(check(a, "<", b), swap, (less(a, b),)),),
        ),
        put(result, a),
    )
    return program, (
        f"Write a routine that stores the greatest common divisor of two numbers at {result.address} ({kind}): the low seven bits of the {kind} {one.address} and those of {other.address}. With a zero among them it's the other one.",
        f"How do I run Euclid's algorithm with subtractions? a = {kind} {one.address} & $7F, b = {kind} {other.address} & $7F, gcd to {kind} {result.address}; gcd(x, 0) = x. The sources stay.",
        f"{kind}[{result.address}] = gcd({kind}[{one.address}] & 127, {kind}[{other.address}] & 127).",
        f"Tiles for a floor of {one.address} by {other.address} (of each only the lowest 7 bits count, {kind}s): the largest square tile that fits both sides is wanted at {result.address}. A side of 0 leaves the other side.",
    )


def reverse_the_bits(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    source, result = draw.variable(width), draw.variable(width)
    count = draw.one(width, width, width // 2, 5)
    own = Algorithms(draw).own
    rest, made = own("rest", width), own("made", width)
    program = (
        put(rest, source),
        put(made, 0),
        Repeat(
            Number(count),
            (
                Set(made, Shifted(Read(made), "left", 1)),
                when(Bits(Read(rest), 1, "any"), more(made)),
                Set(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
        put(result, made),
    )
    kind = size(source)
    low = "all" if count == width else f"the lowest {count}"
    return program, (
        f"Write a routine that reverses the order of {low} bits of the {kind} {source.address} (bit 0 becomes bit {count - 1} and so on) into the {kind} {result.address}, where further bits are 0.",
        f"How do I mirror {low} bits of a {kind}? Source {source.address}, kept; result {result.address}, bit n = source bit {count - 1} - n.",
        f"{kind}[{result.address}] = bit reversal over {count} bits of {kind}[{source.address}].",
        f"The other console sends its least significant bit first. Turn {low} bits of {source.address} around and put them, zero-extended, at {result.address} ({width} bits).",
    )


def spread_the_bits(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(16)
    doubled = draw.maybe(0.5)
    own = Algorithms(draw).own
    rest, made = own("rest"), own("made", 16)
    program = (
        put(rest, source),
        put(made, 0),
        Repeat(
            Number(8),
            (
                Set(made, Shifted(Read(made), "left", 2)),
                when(Bits(Read(rest), 0x80, "any"), put(made, joined(made, 3 if doubled else 1))),
                Set(rest, Shifted(Read(rest), "left", 1)),
            ),
        ),
        put(result, made),
    )
    how = "each bit is written twice" if doubled else "a 0 goes in above each bit"
    return program, (
        f"Write a routine that spreads the byte {source.address} to a word {result.address}: {how}, the order stays (bit n goes to bit 2n{' and 2n + 1' if doubled else ''}).",
        f"How do I {'double' if doubled else 'spread'} the bits of {source.address} into 16 bits ({result.address})? bit n -> bit{'s 2n, 2n+1' if doubled else ' 2n, odd ones 0'}.",
        f"word[{result.address}]: bit 2n{' = bit 2n+1' if doubled else ''} = bit n of byte[{source.address}]{'' if doubled else ', all odd bits 0'}.",
        f"{'A row of 8 pixels is to be drawn twice as wide' if doubled else 'For Z-order cell numbers I need room between the bits'}: from {source.address} make 16 bits at {result.address} in which {how}.",
    )


def gray_code(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    source, result = draw.variable(width), draw.variable(width)
    kind = size(source)
    if draw.maybe(0.5):
        return (put(result, toggled(source, Shifted(Read(source), "right", 1))),), (
            f"Write a routine that converts the {kind} {source.address} to Gray code at {result.address}: each bit exclusive-ored with the next higher one.",
            f"How do I turn a binary {kind} ({source.address}) into reflected Gray code ({result.address})?",
            f"{kind}[{result.address}] = n ^ (n >> 1), n = {kind}[{source.address}].",
            f"A dial of mine is marked so that neighbours differ in a single bit. Position {source.address} ({width} bits) as such a code to {result.address}: n xor half of n.",
        )
    own = Algorithms(draw).own
    rest, made = own("rest", width), own("made", width)
    program = (
        put(rest, source),
        put(made, 0),
        While(
            check(rest, "!=", 0),
            (put(made, toggled(made, rest)), Set(rest, Shifted(Read(rest), "right", 1))),
        ),
        put(result, made),
    )
    return program, (
        f"Write a routine that converts the Gray code in the {kind} {source.address} back to plain binary at {result.address}; the source stays.",
        f"How do I decode reflected Gray code? {kind} {source.address} -> {kind} {result.address}: xor of the number with all its right shifts.",
        f"{kind}[{result.address}] = g ^ (g >> 1) ^ (g >> 2) ^ ..., g = {kind}[{source.address}].",
        f"The rotary sensor at {source.address} delivers {width}-bit Gray code. Its position as an ordinary number is wanted at {result.address}.",
    )


def digital_root(draw: Drawer) -> Made:
    number, root = draw.variable(16), draw.variable(8)
    again = draw.maybe(0.6)
    own = Algorithms(draw).own
    rest, total = own("rest", 16), own("total", 16)
    base = draw.one(10, 10, 16, 8)
    adding = (
        put(total, plus(total, Quotient(Read(rest), Number(base), remainder=True))),
        put(rest, Quotient(Read(rest), Number(base))),
    )
    body = (
        *adding,
        *((when(Compared("==", Read(rest), Number(0, 16)), when(check(total, ">=", base), put(rest, total), put(total, 0))),) if again else ()),
    )  # fmt: skip
    program = (
        put(rest, number),
        put(total, 0),
        While(check(rest, "!=", 0), body),
        put(root, Half(Read(total), False)),
    )
    repeated = ", and again of that sum, until one digit is left" if again else ""
    return program, (
        f"Write a routine that sums up the base-{base} digits of the word {number.address}{repeated}; the result goes to the byte {root.address}. The number is kept.",
        f"How do I compute {'the repeated digit sum' if again else 'the digit sum'} of a 16-bit number ({number.address}) in base {base}? To {root.address}.",
        f"byte[{root.address}] = {'digital root' if again else 'digit sum'} of word[{number.address}], base {base}{' (0 for 0)' if again else ''}.",
        f"A numerologist wants the digits of {number.address} (two bytes, read in base {base}) added up{repeated}. Tell him at {root.address}.",
    )


def smallest_divisor(draw: Drawer) -> Made:
    number, result = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    trial = own("trial")
    program = (
        put(result, 0),
        when(check(number, "<", 2), Stop()),
        put(trial, 2),
        While(
            check(Quotient(Widened(Read(number)), Read(trial), remainder=True), "!=", 0),
            (more(trial),),
        ),
        put(result, trial),
    )
    return program, (
        f"Write a routine that finds the smallest divisor above 1 of the byte {number.address} and stores it at {result.address}; for 0 and 1 store 0.",
        f"How do I find the least prime factor of an 8-bit number? n = {number.address}; to {result.address}; a prime gives itself, n < 2 gives 0.",
        f"byte[{result.address}] = min d >= 2 dividing byte[{number.address}]; 0 for n < 2.",
        f"The {number.address} soldiers march in rows of equal length, more than one in a row. Shortest row length to {result.address}, or 0 where there are less than two men.",
    )


def sum_of_divisors(draw: Drawer) -> Made:
    number, result = draw.variable(8, below=64), draw.variable(draw.one(8, 16))
    counting = result.width == 8
    own = Algorithms(draw).own
    trial, total = own("trial"), own("total", result.width)
    gain = Number(1) if counting else Widened(Read(trial))
    program = (
        put(trial, 1),
        put(total, 0),
        While(
            check(trial, "<=", number),
            (
                when(
                    check(Quotient(Widened(Read(number)), Read(trial), remainder=True), "==", 0),
                    more(total, gain),
                ),
                more(trial),
            ),
        ),
        put(result, total),
    )
    what = "number" if counting else "sum"
    return program, (
        f"Write a routine that stores the {what} of all divisors of the byte {number.address} (below 64; 1 and itself included) in the {size(result)} {result.address}; 0 has none, so 0.",
        f"How do I compute the {what} of the divisors of n? n: byte {number.address} < 64; result: {size(result)} {result.address}; n = 0 gives 0.",
        f"{size(result)}[{result.address}] = {'count' if counting else 'sum'}(d for d in 1..n if n % d == 0), n = byte[{number.address}] < 64.",
        f"{'In how many ways can' if counting else 'Add up all row lengths by which'} {number.address} stones (fewer than 64) {'be' if counting else 'can be'} laid out in rows of equal length{'? A row of all and rows of one count too;' if counting else ', from 1 to all in one row;'} answer to {result.address} ({result.width} bits), 0 without stones.",
    )


def log_of_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, result = draw.variable(width), draw.variable(8)
    up = draw.maybe(0.4)
    own = Algorithms(draw).own
    rest, steps = own("rest", width), own("steps")
    program = (
        put(result, 0xFF),
        when(check(number, "==", 0), Stop()),
        put(rest, minus(number, 1) if up else Shifted(Read(number), "right", 1)),
        put(steps, 0),
        While(check(rest, "!=", 0), (more(steps), Set(rest, Shifted(Read(rest), "right", 1)))),
        put(result, steps),
    )
    what = "smallest k with 2^k at least n" if up else "largest k with 2^k at most n"
    return program, (
        f"Write a routine that stores the {what} at {result.address} (byte), n being the {size(number)} {number.address}; $FF if n is 0.",
        f"How do I take a {'rounded-up' if up else 'rounded-down'} base-2 logarithm? n: {size(number)} {number.address}; byte {result.address}; log(0) = $FF.",
        f"byte[{result.address}] = n == 0 ? $FF : {'ceil' if up else 'floor'}(log2(n)), n = {size(number)}[{number.address}].",
        f"A knock-out cup of {number.address} teams ({width} bits). {'Rounds needed' if up else 'Rounds that can be filled completely'}, i.e. the {what} = teams, to {result.address}; no teams, $FF.",
    )


def next_power_of_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, result = draw.variable(width), draw.variable(width)
    own = Algorithms(draw).own
    made = own("power", width)
    top = 1 << (width - 1)
    program = (
        put(made, 1),
        While(
            check(made, "<", number),
            (Set(made, Shifted(Read(made), "left", 1)), when(check(made, "==", 0), put(made, (1 << width) - 1))),
        ),
        put(result, made),
    )
    kind = size(number)
    return program, (
        f"Write a routine that rounds the {kind} {number.address} up to a power of two at {result.address}: the smallest one not below it (0 gives 1); above {top} the result is {(1 << width) - 1}.",
        f"How do I get the next power of two >= n in {width} bits? n = {number.address}, result {result.address}; n = 0 -> 1; n > {top} -> {(1 << width) - 1}.",
        f"{kind}[{result.address}] = n > {top} ? {(1 << width) - 1} : min(2^k >= n), n = {kind}[{number.address}].",
        f"Buffers come in sizes 1, 2, 4, 8 ... How large must one be for {number.address} entries ({kind})? To {result.address}; if none is large enough (more than {top}), write {(1 << width) - 1}.",
    )


def lowest_bit_trick(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number = draw.variable(width)
    kind, n = size(number), number.address
    old = Read(number)
    which = draw.one("lowest kept", "lowest cleared", "next", "fill")
    value, words, formula = {
        "lowest kept": (Binary("and", old, Unary("negate", old)), "keep only its lowest 1 bit", "n & -n"),
        "lowest cleared": (Binary("and", old, minus(number, 1)), "clear its lowest 1 bit", "n & (n - 1)"),
        "next": (Binary("or", old, plus(number, 1)), "set its lowest 0 bit", "n | (n + 1)"),
        "fill": (Binary("or", old, minus(number, 1)), "set all bits below its lowest 1 bit (0 becomes all ones)", "n | (n - 1)"),
    }[which]  # fmt: skip
    return (put(number, value),), (
        f"Write a routine for the {kind} {n}: {words}. All other bits stay as that implies.",
        f"How do I {words.replace('its', 'the').split(' (')[0]} of a {kind} ({n}) without a loop?",
        f"{kind}[{n}] = {formula}, n = {kind}[{n}].",
        f"Jobs are the 1 bits of {n} ({width} bits), lower bits first. I need the trick to {words}, in place.",
    )


def weighted_mix(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(2, 3, 4)
    weight = draw.rng.randrange(1, 1 << bits)
    rounds = draw.maybe(0.5)
    total = Binary(
        "add",
        Scaled(Widened(Read(one)), weight),
        Scaled(Widened(Read(other)), (1 << bits) - weight),
    )
    if rounds:
        total = plus(total, 1 << (bits - 1))
    program = (put(result, Half(Shifted(total, "right", bits), False)),)
    words = "rounded to the nearest (half up)" if rounds else "rounded down"
    return program, (
        f"Write a routine that mixes two bytes, {weight} parts of {one.address} and {(1 << bits) - weight} of {other.address}: ({weight}a + {(1 << bits) - weight}b) / {1 << bits}, {words}, without overflow, to {result.address}.",
        f"How do I blend {one.address} and {other.address} by {weight}:{(1 << bits) - weight}? Bytes; {words}; result byte {result.address}.",
        f"byte[{result.address}] = ({weight} * byte[{one.address}] + {(1 << bits) - weight} * byte[{other.address}]{f' + {1 << (bits - 1)}' if rounds else ''}) >> {bits}, in 16 bits.",
        f"A potion of {weight}/{1 << bits} strength {one.address} and the rest of strength {other.address} (0 to 255 each). Its strength, {words}, goes to {result.address}.",
    )


def fraction_steps(draw: Drawer) -> Made:
    error, x, turn = draw.variable(8), draw.variable(16), draw.variable(8)
    whole = draw.rng.randrange(5, 120)
    part = draw.rng.randrange(2, whole)
    program = (
        more(error, part),
        when(check(error, ">=", whole), less(error, whole), more(x), put(turn, toggled(turn, 1))),
    )
    return program, (
        f"Write a routine that steps {part} times in {whole} calls: the byte {error.address} grows by {part} (8 bits, wraps); if it is then at least {whole}, it is lowered by {whole}, the word {x.address} grows by 1 and bit 0 of {turn.address} flips.",
        f"How do I do Bresenham-style fractional movement of {part}/{whole}? error byte {error.address} += {part}; >= {whole}: -= {whole}, ++word {x.address}, byte {turn.address} ^= 1.",
        f"e = (e + {part}) & $FF; if e >= {whole}: e -= {whole}, ++word[{x.address}], byte[{turn.address}] ^= 1; e = byte[{error.address}].",
        f"The snail crawls {part} pixels in {whole} frames. Collect {part} in {error.address} (a byte) each time; whenever {whole} or more are there, spend {whole} of them for one pixel at {x.address} (two bytes) and switch its picture, the lowest bit in {turn.address}.",
    )


def align_to_blocks(draw: Drawer) -> Made:
    number, result = draw.variable(16), draw.variable(16)
    unit = draw.rng.choice([2, 4, 8, 16, 32, 64, 128, 256])
    mode = draw.one("missing", "up", "nearest")
    below = masked(Unary("negate", Read(number)), unit - 1)
    value, words, formula = {
        "missing": (below, f"how much is missing to the next multiple of {unit} (0 on one)", f"-n mod {unit}"),
        "up": (masked(plus(number, unit - 1), 0x10000 - unit), f"the multiple of {unit} at or above (past the last one it wraps to 0)", f"(n + {unit - 1}) & -{unit}"),
        "nearest": (masked(plus(number, unit // 2), 0x10000 - unit), f"the nearest multiple of {unit} (the upper one from the middle on; past the last one it wraps to 0)", f"(n + {unit // 2}) & -{unit}"),
    }[mode]  # fmt: skip
    return (put(result, value),), (
        f"Write a routine that stores, for the word {number.address}, {words} as a word at {result.address}.",
        f"How do I align by {unit}? n: word {number.address}; I want {words}; word {result.address}.",
        f"word[{result.address}] = {formula}, n = word[{number.address}], 16 bits.",
        f"Blocks of {unit} bytes: for length {number.address} (16 bits, unsigned) tell me {words}, at {result.address}.",
    )


def sum_of_series(draw: Drawer) -> Made:
    count, result = draw.variable(8, below=draw.one(20, 30, 40)), draw.variable(16)
    first, step = draw.rng.randrange(1, 60), draw.rng.randrange(2, 20)
    growing = draw.maybe(0.4)
    own = Algorithms(draw).own
    total, term, gap = own("total", 16), own("term", 16), own("gap", 16)
    turn = (more(total, term), more(term, gap), *((more(gap),) if growing else ()))
    program = (
        put(total, 0),
        put(term, first),
        put(gap, step),
        Repeat(Read(count), turn),
        put(result, total),
    )
    words = f"{first}, {first + step}, {first + 2 * step + (1 if growing else 0)}, ..."
    rule = (
        f"the first step is {step}, each further one 1 larger" if growing else f"each {step} more than the one before"
    )
    return program, (
        f"Write a routine that adds up the first n numbers of the series {words} ({rule}); n is the byte {count.address}, below {count.below}; the sum goes to the word {result.address}, modulo 65536.",
        f"How do I sum a series? Terms {words} ({rule}), as many as byte {count.address} says (0 to {(count.below or 1) - 1}); word {result.address}.",
        f"word[{result.address}] = sum of the first byte[{count.address}] terms of {words} ({rule}); count < {count.below}.",
        f"The first floor of the tower costs {first}, and the prices go on {words}: {rule}. What do {count.address} floors (fewer than {count.below}) cost together? Two bytes at {result.address}.",
    )


def check_by_remainder(draw: Drawer) -> Made:
    number, result = draw.variable(16), draw.variable(8)
    modulus = draw.one(7, 9, 11, 13, 31, 97)
    fixed = draw.rng.randrange(1, modulus)
    mode = draw.one("equal", "stored")
    rest = Quotient(Read(number), Number(modulus), remainder=True)
    if mode == "equal":
        return (put(result, either(check(rest, "==", fixed), 1, 0)),), (
            f"Write a routine that checks a code: {result.address} (byte) becomes 1 if the unsigned word {number.address} leaves the remainder {fixed} when divided by {modulus}, else 0.",
            f"How do I validate word {number.address}: is n mod {modulus} equal to {fixed}? Byte {result.address} = 1 / 0.",
            f"byte[{result.address}] = word[{number.address}] % {modulus} == {fixed}.",
            f"Real tickets have a number that is {fixed} more than a multiple of {modulus}. Ticket: {number.address}, two bytes. Real: 1 to {result.address}; fake: 0.",
        )
    return (put(result, Half(minus(Number(modulus, 16), rest), False)),), (
        f"Write a routine that makes a check number for the word {number.address}: {modulus} minus the remainder of the word divided by {modulus}, into the byte {result.address} (so 1 to {modulus}).",
        f"How do I get a mod-{modulus} check value of a 16-bit number? {modulus} - (word {number.address} mod {modulus}), to byte {result.address}.",
        f"byte[{result.address}] = {modulus} - word[{number.address}] % {modulus}.",
        f"Passwords end with a check: what has to be added to {number.address} (unsigned, 16 bits) so that {modulus} divides it, {modulus} itself where it already does. Put it at {result.address}.",
    )


def nibble_of_number(draw: Drawer) -> Made:
    word, place, result = draw.variable(16), draw.variable(8, below=4), draw.variable(8)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    from_top = draw.maybe(0.5)
    direction = "rotate left" if from_top else "right"
    steps = plus(place, 1) if from_top else Read(place)
    program = (
        put(rest, word),
        Repeat(steps, (Set(rest, Shifted(Read(rest), direction, 4)),)),  # type: ignore[arg-type]
        put(result, Half(Field(Read(rest), 0, 4), False)),
    )
    end = "left (0 is the highest)" if from_top else "right (0 is the lowest)"
    return program, (
        f"Write a routine that picks one of the four hex digits of the word {word.address}: digit number {place.address} (0 to 3) counted from the {end}; store it as a byte 0-15 at {result.address}.",
        f"How do I extract hex digit n of a 16-bit value ({word.address})? n: byte {place.address} < 4, counted from the {end}. To byte {result.address}; the word stays.",
        f"byte[{result.address}] = hex digit byte[{place.address}] of word[{word.address}], from the {end}.",
        f"Debug display, one digit a frame: which digit of {word.address} (2 bytes) is in {place.address} (under 4), from the {end}. Value 0 to 15 to {result.address}.",
    )


def step_towards_by_part(draw: Drawer) -> Made:
    now, goal = draw.variable(16), draw.variable(16)
    shift = draw.one(1, 2, 3, 4)
    own = Algorithms(draw).own
    gap = own("gap", 16)
    snaps = draw.maybe(0.6)
    part = Shifted(Read(gap), "right", shift)
    step = Chosen(check(part, "==", 0), Number(1, 16), part) if snaps else part
    program = (
        put(gap, Binary("distance", Read(now), Read(goal))),
        when(check(gap, "==", 0), Stop()),
        put(gap, step),
        If(check(now, "<", goal), (more(now, gap),), (less(now, gap),)),
    )
    least = " but at least 1" if snaps else ""
    return program, (
        f"Write a routine that eases the word {now.address} towards the word {goal.address}: it moves by 1/{1 << shift} of the gap (rounded down){least}, in the right direction; unsigned; when both are equal nothing changes.",
        f"How do I ease a 16-bit value to a target by a {1 << shift}th of the distance per frame{least}? value {now.address}, target {goal.address}, unsigned; step = |gap| >> {shift}.",
        f"g = |n - t|; s = {f'max(g >> {shift}, 1)' if snaps else f'g >> {shift}'}; n += n < t ? s : -s (unless g = 0); n = word[{now.address}], t = word[{goal.address}].",
        f"The money shown ({now.address}) chases the money owned ({goal.address}), two bytes each: one {1 << shift}th of what's between them per call{least}, fractions dropped, up or down. Once they agree it rests.",
    )


RECIPES = (
    cube_root,
    divide_by_shifting,
    multiply_by_adding,
    common_divisor,
    reverse_the_bits,
    spread_the_bits,
    gray_code,
    digital_root,
    smallest_divisor,
    sum_of_divisors,
    log_of_two,
    next_power_of_two,
    lowest_bit_trick,
    weighted_mix,
    fraction_steps,
    align_to_blocks,
    sum_of_series,
    check_by_remainder,
    nibble_of_number,
    step_towards_by_part,
)
