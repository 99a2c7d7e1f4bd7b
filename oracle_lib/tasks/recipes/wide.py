"""Wide and signed numbers: 32 bits in parts, numbers of many bytes, fractions, signs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
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
    Shifted,
    Stop,
    Unary,
    Variable,
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
    joined,
    less,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "24-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _parts(draw: Drawer) -> tuple[Variable, Variable]:
    return draw.variable(16), draw.variable(16)


def add_in_parts(draw: Drawer) -> Made:
    low, high = _parts(draw)
    gain = draw.variable(draw.one(8, 16))
    added: Expression = Read(gain) if gain.width == 16 else Widened(Read(gain))
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(low, added)),
        when(check(total, "<", low), more(high)),
        put(low, total),
    )
    return program, (
        f"Write a routine that adds the unsigned {size(gain)} {gain.address} to a 32-bit number whose low word is at {low.address} and whose high word is at {high.address}: a carry out of the low word raises the high word.",
        f"How do I add 16 to 32 bits when the two words aren't adjacent? Low word {low.address}, high word {high.address}, summand: {size(gain)} {gain.address}, unsigned; wraps at 2^32.",
        f"n = (word[{high.address}] << 16) + word[{low.address}] + {size(gain)}[{gain.address}]; word[{low.address}] = n & $FFFF; word[{high.address}] = n >> 16 & $FFFF.",
        f"Experience needs more than two bytes in my hack: {low.address} is its lower and {high.address} its upper 16-bit half. The fight brought {gain.address} points ({size(gain)}). Book them, overflow included.",
    )


def take_in_parts(draw: Drawer) -> Made:
    low, high = _parts(draw)
    cost = draw.variable(16)
    program = (
        when(check(low, "<", cost), less(high)),
        less(low, cost),
    )
    return program, (
        f"Write a routine that subtracts the word {cost.address} from a 32-bit number in two places, low word {low.address}, high word {high.address}; a borrow lowers the high word, and below 0 it wraps.",
        f"How do I subtract a 16-bit value from a split 32-bit one? lo: {low.address}, hi: {high.address}, subtrahend: {cost.address}, three words, unsigned.",
        f"if word[{low.address}] < word[{cost.address}]: --word[{high.address}]; word[{low.address}] -= word[{cost.address}] (mod 65536).",
        f"The clock of the world runs backwards: its 32 bits are the words {high.address} (upper) and {low.address} (lower); go {cost.address} (word) ticks back in time. Before the beginning of time comes its end.",
    )


def compare_in_parts(draw: Drawer) -> Made:
    low, high = _parts(draw)
    other_low, other_high = _parts(draw)
    answer = draw.variable(8)
    yes, no = draw.one((1, 0), (0xFF, 0), (0, 1))
    at_least = draw.maybe(0.5)
    program = (
        If(
            check(high, "==", other_high),
            (put(answer, either(check(low, ">=" if at_least else ">", other_low), yes, no)),),
            (put(answer, either(check(high, ">", other_high), yes, no)),),
        ),
    )
    sign, word = (">=", "at least as large as") if at_least else (">", "greater than")
    return program, (
        f"Write a routine that compares two unsigned 32-bit numbers in halves: A has its high word at {high.address} and its low word at {low.address}, B at {other_high.address} and {other_low.address}. {answer.address} becomes ${yes:02X} if A is {word} B, else ${no:02X}.",
        f"How do I compare 32-bit values held as separate words? A = {high.address}:{low.address}, B = {other_high.address}:{other_low.address} (high:low). Byte {answer.address} = A {sign} B ? ${yes:02X} : ${no:02X}.",
        f"byte[{answer.address}] = (word[{high.address}] << 16 | word[{low.address}]) {sign} (word[{other_high.address}] << 16 | word[{other_low.address}]) ? ${yes:02X} : ${no:02X}.",
        f"Is the new score a record? New: upper half {high.address}, lower half {low.address}. Old record: {other_high.address} and {other_low.address}. All words, unsigned. Write ${yes:02X} to {answer.address} if the new one is {word} the old, otherwise ${no:02X}.",
    )


def double_in_parts(draw: Drawer) -> Made:
    low, high = _parts(draw)
    right = draw.maybe(0.5)
    if right:
        program = (
            put(low, joined(Shifted(Read(low), "right", 1), Shifted(Read(high), "left", 15))),
            put(high, Shifted(Read(high), "right", 1)),
        )
    else:
        program = (
            put(high, joined(Shifted(Read(high), "left", 1), Shifted(Read(low), "right", 15))),
            put(low, Shifted(Read(low), "left", 1)),
        )
    word, sign = ("halves", ">> 1") if right else ("doubles", "<< 1")
    return program, (
        f"Write a routine that {word} the unsigned 32-bit number in the words {high.address} (high) and {low.address} (low){', rounding down' if right else '; what passes 32 bits is lost'}.",
        f"How do I shift across two words? {high.address}:{low.address} {sign}, the bit that leaves the {'high' if right else 'low'} word enters the {'low' if right else 'high'} one, a 0 comes in.",
        f"n = word[{high.address}] << 16 | word[{low.address}]; n = (n {sign}) & $FFFFFFFF; store both halves back.",
        f"The treasure, too big for two bytes, lies in two halves: {low.address} holds the lower 16 bits, {high.address} the upper. A good fairy {word} it{' (an odd coin vanishes)' * right}.",
    )


def negate_in_parts(draw: Drawer) -> Made:
    low, high = _parts(draw)
    only_negative = draw.maybe(0.5)
    flip = (
        put(low, Unary("negate", Read(low))),
        put(high, Unary("not", Read(high))),
        when(check(low, "==", 0), more(high)),
    )
    program = (when(Bits(Read(high), 0x8000, "any"), *flip),) if only_negative else flip
    what = (
        "makes the signed 32-bit number positive (its absolute value; -2^31 stays)"
        if only_negative
        else "changes the sign of the 32-bit two's complement number"
    )
    return program, (
        f"Write a routine that {what} in the words {high.address} (high) and {low.address} (low).",
        f"How do I {'take the absolute value of' if only_negative else 'negate'} a 32-bit integer in two words? hi {high.address}, lo {low.address}, two's complement, in place.",
        f"n = signed word[{high.address}]:word[{low.address}]; {'if n < 0: ' * only_negative}n = -n; store it back (32 bits, wraps).",
        f"The bank account has 32 bits, upper word {high.address}, lower word {low.address}, debts in two's complement. {'Turn a debt into the same amount of credit and leave credit alone.' if only_negative else 'A wizard turns credit into debt and debt into credit.'}",
    )


def long_sum(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(3, 4, 5, 6, 8))
    other = draw.array(8, one.length)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, 0),
        Each(
            (one, other),
            (
                put(
                    total,
                    plus(plus(Shifted(Read(total), "right", 8), Widened(Read(Here(one)))), Widened(Read(Here(other)))),
                ),
                put(Here(one), Half(Read(total), high=False)),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds two little-endian numbers of {one.length} bytes: the one at {other.address} is added to the one at {one.address}, with the carry passed from byte to byte and dropped at the end.",
        f"How do I add {one.length * 8}-bit integers? a: {one.length} bytes at {one.address}, b: {one.length} bytes at {other.address}, lowest byte first; a += b, modulo 2^{one.length * 8}.",
        f"c = 0; for i < {one.length}: s = a[i] + b[i] + c; a[i] = s & $FF; c = s >> 8. a = bytes at {one.address}, b = bytes at {other.address}.",
        f"Astronomical sums: {one.length} bytes each, least significant first. What lies at {other.address} shall be paid into the account at {one.address}; ignore an overflow of the whole account.",
    )


def long_times_small(draw: Drawer) -> Made:
    number = draw.array(8, draw.one(3, 4, 5, 6))
    factor, over = draw.variable(8), draw.variable(8)
    carry = Algorithms(draw).own("carry", 16)
    program = (
        put(carry, 0),
        Each(
            (number,),
            (
                put(carry, plus(Product(Read(Here(number)), Read(factor)), Shifted(Read(carry), "right", 8))),
                put(Here(number), Half(Read(carry), high=False)),
            ),
        ),
        put(over, Half(Read(carry), high=True)),
    )
    return program, (
        f"Write a routine that multiplies the little-endian number in the {number.length} bytes at {number.address} by the byte {factor.address}, in place; the byte that it overflows by goes to {over.address}.",
        f"How do I multiply a {number.length * 8}-bit integer by an 8-bit one? Number at {number.address}, low byte first; factor {factor.address}; the product's top byte (bits {number.length * 8} and up) to {over.address}.",
        f"c = 0; for i < {number.length}: c += a[i] * byte[{factor.address}]; a[i] = c & $FF; c >>= 8; byte[{over.address}] = c. a = bytes at {number.address}.",
        f"Cells divide: their number, {number.length} bytes from {number.address}, least significant first, grows by the factor {factor.address}. Keep {number.length} bytes in place, the one beyond in {over.address}.",
    )


def long_by_small(draw: Drawer) -> Made:
    number, rest = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    divisor = draw.one(3, 5, 6, 7, 10, 10, 12, 60, 100)
    own = Algorithms(draw).own
    held, spot = own("held", 16), own("spot")
    program = (
        put(held, 0),
        put(spot, number.length),
        While(
            check(spot, "!=", 0),
            (
                less(spot),
                put(held, Joined(Half(Read(held), high=False), Read(at(number, spot)))),
                put(at(number, spot), Half(Quotient(Read(held), Number(divisor)), high=False)),
                put(held, Quotient(Read(held), Number(divisor), remainder=True)),
            ),
        ),
        put(rest, Half(Read(held), high=False)),
    )
    return program, (
        f"Write a routine that divides the unsigned little-endian number in the {number.length} bytes at {number.address} by {divisor}, in place, and stores the remainder at {rest.address}.",
        f"How do I divide a {number.length * 8}-bit integer by {divisor}? It lies at {number.address}, lowest byte first, and becomes the quotient (rounded down); remainder -> byte {rest.address}.",
        f"byte[{rest.address}] = n % {divisor}; n = n / {divisor}; n = the {number.length}-byte little-endian integer at {number.address}.",
        f"The loot, {number.length} bytes from {number.address} (least significant first), is shared among {divisor} pirates. Leave each one's share in the same bytes, and what can't be shared in {rest.address}.",
    )


def long_count(draw: Drawer) -> Made:
    number = draw.array(8, draw.one(2, 3))
    down = draw.maybe(0.4)
    spot = Algorithms(draw).own("spot")
    if down:
        step = (
            less(at(number, spot)),
            when(check(at(number, spot), "!=", 0xFF), Stop()),
        )
    else:
        step = (
            more(at(number, spot)),
            when(check(at(number, spot), "!=", 0), Stop()),
        )
    program = (put(spot, 0), While(check(spot, "<", number.length), (*step, more(spot))))
    word = "decrements" if down else "increments"
    return program, (
        f"Write a routine that {word} the {number.length * 8}-bit counter in the {number.length} bytes from {number.address}, least significant byte first (it wraps {'from 0 to all $FF' if down else 'from all $FF to 0'}).",
        f"How do I {'count down' if down else 'count up'} over several bytes? {number.length} bytes at {number.address}, little-endian, by 1 with {'borrow' if down else 'carry'}.",
        f"i = 0; while i < {number.length} and {'a[i]-- == 0' if down else '++a[i] == 0'} (byte arithmetic): ++i. a = bytes at {number.address}.",
        f"{'Each visit costs one' if down else 'A visitor counter: one more'}. The number has {number.length} bytes at {number.address} (low byte first); {'borrowing' if down else 'carrying'} goes as far as it has to.",
    )


def fixed_product(draw: Drawer) -> Made:
    number, fraction, result = draw.variable(16), draw.variable(8), draw.variable(16)
    low = Widened(Half(Product(Half(Read(number), high=False), Read(fraction)), high=True))
    program = (put(result, plus(Product(Half(Read(number), high=True), Read(fraction)), low)),)
    return program, (
        f"Write a routine that multiplies the word {number.address} by the fraction byte[{fraction.address}] / 256, rounds down, and stores the word at {result.address}.",
        f"How do I compute (w * f) >> 8 for a 16-bit w and an 8-bit f? w: {number.address}, f: {fraction.address}, unsigned; all 16 bits of the result to {result.address}.",
        f"word[{result.address}] = word[{number.address}] * byte[{fraction.address}] / 256 (24-bit product, unsigned, truncated).",
        f"Friction leaves {fraction.address}/256 of the speed. The speed is the word {number.address}, unsigned; put what is left, without the fraction, into {result.address}, 16-bit.",
    )


def signed_order(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, other, sign = draw.variable(width, signed=True), draw.variable(width, signed=True), draw.variable(8)
    program = (
        put(sign, 0),
        when(check(one, ">", other, signed=True), put(sign, 1)),
        when(check(one, "<", other, signed=True), put(sign, 0xFF)),
    )
    return program, (
        f"Write a routine that compares the signed {size(one)}s {one.address} and {other.address}: {sign.address} becomes 1 if the first is greater, $FF if it is smaller, 0 if they are equal.",
        f"How do I get sign(a - b) with signed operands? a, b: two's complement {size(one)}s at {one.address}, {other.address}. -1 ($FF), 0 or 1 to the byte {sign.address}; no overflow errors.",
        f"byte[{sign.address}] = a > b ? 1 : a < b ? -1 : 0; a = int{width}[{one.address}], b = int{width}[{other.address}].",
        f"Temperatures may be below zero: today's is {one.address}, yesterday's {other.address}, two's complement {size(one)}s. The arrow {sign.address} shows 1 for warmer, $FF for colder, 0 for the same.",
    )


def signed_total_stops(draw: Drawer) -> Made:
    one, other = draw.variable(8, signed=True), draw.variable(8, signed=True)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(one), signed=True), Widened(Read(other), signed=True))),
        when(check(total, ">", 127, signed=True), put(total, 127)),
        when(check(total, "<", -128, signed=True), put(total, -128)),
        put(one, Half(Read(total), high=False)),
    )
    return program, (
        f"Write a routine that adds the signed byte {other.address} to the signed byte {one.address} and stops at the ends of the range: above 127 it stays 127, below -128 it stays -128.",
        f"How do I do a saturating signed 8-bit addition? {one.address} += {other.address}, two's complement; clamp to $7F / $80 instead of overflowing.",
        f"int8[{one.address}] = clamp(int8[{one.address}] + int8[{other.address}], -128, 127).",
        f"A wind from left or right (signed byte {other.address}) changes the ball's speed {one.address} (signed byte). Speeds don't flip over: the fastest are 127 and -128.",
    )


def halve_toward_zero(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number = draw.variable(width, signed=True)
    shift = draw.one(1, 1, 2, 3)
    rounding = (1 << shift) - 1
    program = (
        when(check(number, "<", 0, signed=True), more(number, rounding)),
        put(number, Shifted(Read(number), "signed right", shift)),
    )
    return program, (
        f"Write a routine that divides the signed {size(number)} {number.address} by {1 << shift} in place and rounds toward 0 (so -1 becomes 0).",
        f"How do I divide a two's complement {size(number)} by {1 << shift} like C does? {number.address}: add {rounding} if it is negative, then shift right arithmetically by {shift}.",
        f"int{width}[{number.address}] /= {1 << shift}, truncated toward zero.",
        f"The ball loses speed, left or right: of its speed {number.address} (signed, {size(number)}) only 1/{1 << shift} remains, the fraction is dropped, and the tiniest speeds of both directions end at 0.",
    )


def signed_middle_of_two(draw: Drawer) -> Made:
    one, other, middle = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(one), signed=True), Widened(Read(other), signed=True))),
        put(middle, Half(Shifted(Read(total), "signed right", 1), high=False)),
    )
    return program, (
        f"Write a routine that stores the mean of the signed bytes {one.address} and {other.address}, rounded down (toward minus infinity), at {middle.address}.",
        f"How do I average two signed bytes without overflow? {one.address}, {other.address}; floor((a + b) / 2) to byte {middle.address}.",
        f"int8[{middle.address}] = (int8[{one.address}] + int8[{other.address}]) >> 1 (arithmetic, 9 bits inside).",
        f"The camera hangs halfway between two heroes whose heights {one.address} and {other.address} are two's complement bytes. Half pixels go to the lower number. Result: {middle.address}.",
    )


def most_negative(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    values = draw.array(width, signed=True)
    result = draw.variable(width)
    least = draw.maybe(0.5)
    program = (
        put(result, at(values, 0)),
        Each(
            (values,),
            (when(check(Here(values), "<" if least else ">", result, signed=True), put(result, Here(values))),),
        ),
    )
    word = "smallest" if least else "largest"
    return program, (
        f"Write a routine that finds the {word} of the {where(values)}, read as signed numbers, and stores it at {result.address} ({size(result)}).",
        f"How do I get the signed {'minimum' if least else 'maximum'} of an array? {where(values)}, two's complement. Value to {size(result)} {result.address}.",
        f"int{width}[{result.address}] = {'min' if least else 'max'} of the {where(values)} as int{width}.",
        f"Golfers' scores are over or under par: {where(values)}, two's complement. The {'best (lowest)' if least else 'worst (highest)'} one belongs in {result.address}, same size.",
    )


def signed_sum(draw: Drawer) -> Made:
    moves = draw.one(draw.slots, draw.records)(8)[0]
    total = draw.variable(16)
    program = (
        put(total, 0),
        Each((moves,), (more(total, Widened(Read(Here(moves)), signed=True)),)),
    )
    return program, (
        f"Write a routine that adds up the {where(moves)}, which are signed, into the word {total.address}, also signed, starting from 0.",
        f"How do I sum sign-extended bytes? Bytes: {where(moves)}, two's complement; 16-bit two's complement sum at {total.address}.",
        f"int16[{total.address}] = sum of int8 over the {where(moves)}.",
        f"The diary lists {moves.length} gains and losses, bytes from -128 to 127 ({where(moves)}). The balance of all of them, from scratch, goes to {total.address} as a signed word.",
    )


def cap_long_money(draw: Drawer) -> Made:
    money, gain = draw.variable(24), draw.variable(24)
    most = draw.one(999999, 99999, 0x7FFFFF, 0xFFFF00)
    program = (
        put(money, plus(money, gain)),
        when(Either(check(money, ">", most), check(money, "<", gain)), put(money, most)),
    )
    return program, (
        f"Write a routine that adds the 24-bit number at {gain.address} to that at {money.address} and stops at {most}: if the sum is more than that or overflows 24 bits, it becomes {most}.",
        f"How do I add 3-byte amounts with a cap? {money.address} += {gain.address}, both 24 bits, unsigned; maximum {most} (${most:06X}), overflow counts as above.",
        f"long[{money.address}] = min(long[{money.address}] + long[{gain.address}], {most}), three-byte numbers, exact sum.",
        f"A rich merchant's purse, 3 bytes at {money.address}, holds at most {most}. Pour in the 3-byte amount of {gain.address}; what doesn't fit is lost.",
    )


RECIPES = (
    add_in_parts,
    take_in_parts,
    compare_in_parts,
    double_in_parts,
    negate_in_parts,
    long_sum,
    long_times_small,
    long_by_small,
    long_count,
    fixed_product,
    signed_order,
    signed_total_stops,
    halve_toward_zero,
    signed_middle_of_two,
    most_negative,
    signed_sum,
    cap_long_money,
)
