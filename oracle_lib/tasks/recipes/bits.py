"""Tricks with single bits: the lowest, the highest, runs, Gray codes, parity, rotations."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Expression,
    Field,
    Half,
    Here,
    Number,
    Read,
    Repeat,
    Shifted,
    Stop,
    Unary,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def isolate_lowest(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    flags, lowest = draw.variable(width), draw.variable(width)
    return (put(lowest, masked(flags, Unary("negate", Read(flags)))),), (
        f"Write a routine that keeps only the lowest set bit of the {size(flags)} {flags.address} and stores that at {lowest.address} ({size(lowest)}); 0 stays 0.",
        f"How do I isolate the least significant 1 bit? x: {size(flags)} at {flags.address}; x & -x to the {size(lowest)} at {lowest.address}.",
        f"{size(lowest)}[{lowest.address}] = x & (~x + 1), x = {size(flags)}[{flags.address}].",
        f"Events wait as bits in {flags.address} ({width} of them). The one with the lowest bit is served first: give me its mask in {lowest.address} (same size), or 0 if nothing waits. The waiting bits stay as they are.",
        f"Lowest 1 of {flags.address} -> {lowest.address}, as a mask; {size(flags)}s; 0 in, 0 out.",
    )


def clear_lowest(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    flags = draw.variable(width)
    times = draw.one(1, 1, 2)
    one = put(flags, masked(flags, minus(flags, 1)))
    which = "lowest set bit" if times == 1 else "two lowest set bits"
    return (one,) * times, (
        f"Write a routine that clears the {which} of the {size(flags)} {flags.address}; if {'none is' if times == 1 else 'there are fewer, it becomes 0 and if none is'} set, it stays 0.",
        f"How do I drop the {which} from a {width}-bit mask at {flags.address}, in place?",
        f"x = {size(flags)}[{flags.address}]; {'twice: ' * (times == 2)}x &= x - 1; store it back.",
        f"Each 1 in {flags.address} ({size(flags)}) is a job. {'The job' if times == 1 else 'Both jobs'} at the low end {'is' if times == 1 else 'are'} done, so take {'it' if times == 1 else 'them'} out. No job, no change.",
        f"{flags.address} ({width} bits): lowest {'one' if times == 1 else 'two ones'} off, the rest untouched.",
    )


def is_single_bit(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    number, answer = draw.variable(width), draw.variable(8)
    yes, no = draw.one((1, 0), (0xFF, 0), (0, 1), (0x80, 0))
    test = Both(check(number, "!=", 0), check(masked(number, minus(number, 1)), "==", 0))
    return (put(answer, either(test, yes, no)),), (
        f"Write a routine that tells whether the {size(number)} {number.address} is a power of two (exactly one bit set): {answer.address} becomes ${yes:02X} if so, ${no:02X} if not. 0 is none.",
        f"How do I test for exactly one set bit? {number.address}, {width} bits. Answer byte {answer.address}: ${yes:02X} yes, ${no:02X} no bit or several.",
        f"byte[{answer.address}] = x != 0 && (x & (x - 1)) == 0 ? ${yes:02X} : ${no:02X}; x = {size(number)}[{number.address}].",
        f"The player has to hold down one button and no other. Buttons are the bits of {number.address} ({size(number)}); write ${yes:02X} to {answer.address} for exactly one, ${no:02X} for none or more than one.",
    )


def fill_below_highest(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, mask = draw.variable(width), draw.variable(width)
    spread = [put(mask, joined(mask, Shifted(Read(mask), "right", by))) for by in (1, 2, 4, 8) if by < width]
    return (put(mask, number), *spread), (
        f"Write a routine that makes a mask out of the {size(number)} {number.address}: all bits from its highest set one down to bit 0 are 1. It goes to {mask.address} ({size(mask)}); 0 gives 0.",
        f"How do I round up to 2^n - 1? Smallest 2^n - 1 that is not below the {size(number)} {number.address}, to the {size(mask)} {mask.address}.",
        f"m = x; {'; '.join(f'm |= m >> {by}' for by in (1, 2, 4, 8) if by < width)}; x = {size(number)}[{number.address}], m = {size(mask)}[{mask.address}].",
        f"For random numbers up to {number.address} ({size(number)}) I draw bits and mask them first. The mask is the number with ones in every place below its top one; leave it in {mask.address}, {width} bits.",
    )


def to_gray(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    count, code = draw.variable(width), draw.variable(width)
    return (put(code, toggled(count, Shifted(Read(count), "right", 1))),), (
        f"Write a routine that turns the binary number in the {size(count)} {count.address} into Gray code at {code.address} ({size(code)}).",
        f"How do I convert to Gray code? n: {size(count)} {count.address}. n xor (n >> 1) to {size(code)} {code.address}.",
        f"{size(code)}[{code.address}] = x ^ (x >> 1), x = {size(count)}[{count.address}] (unsigned).",
        f"My lamps should change one at a time: the {width} lamps of {code.address} show {count.address} in reflected binary (Gray) code, so that the next number differs in a single lamp.",
    )


def interleave_bits(draw: Drawer) -> Made:
    column, row, cell = draw.variable(8, below=16), draw.variable(8, below=16), draw.variable(8)
    own = Algorithms(draw).own
    across, down = own("across"), own("down")
    step = (
        put(cell, Shifted(Read(cell), "left", 2)),
        when(Bits(Read(across), 8, "any"), put(cell, joined(cell, 1))),
        when(Bits(Read(down), 8, "any"), put(cell, joined(cell, 2))),
        put(across, Shifted(Read(across), "left", 1)),
        put(down, Shifted(Read(down), "left", 1)),
    )
    program = (put(across, column), put(down, row), put(cell, 0), Repeat(Number(4), step))
    return program, (
        f"Write a routine that interleaves two 4-bit numbers: the bits of byte {column.address} (0-15) go to the even places 0, 2, 4, 6 of {cell.address}, those of byte {row.address} (0-15) to the odd places 1, 3, 5, 7.",
        f"How do I compute a Morton (Z-order) index? x {column.address}, y {row.address}, both below 16; x in the even bits, y in the odd bits of the byte {cell.address}.",
        f"byte[{cell.address}] = y3 x3 y2 x2 y1 x1 y0 x0, where x = byte[{column.address}], y = byte[{row.address}], x, y < 16.",
        f"My 16 by 16 map is stored in Z order. Column is {column.address}, row is {row.address} (each under 16). Mix their bits, column bit lowest, into the cell number {cell.address}.",
    )


def odd_bit_count(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    data, parity = draw.variable(width), draw.variable(8)
    even = draw.maybe(0.3)
    rest = Algorithms(draw).own("rest", width)
    halves = [put(rest, toggled(rest, Shifted(Read(rest), "right", by))) for by in (8, 4, 2, 1) if by < width]
    low = Half(Read(rest), high=False) if width == 16 else Read(rest)
    last: Expression = masked(low, 1)
    program = (put(rest, data), *halves, put(parity, toggled(last, 1) if even else last))
    word, other = ("even", "odd") if even else ("odd", "even")
    return program, (
        f"Write a routine that takes the parity of the {size(data)} {data.address}: {parity.address} becomes 1 if the number of its set bits is {word}, 0 if it is {other}.",
        f"How do I find out whether a {size(data)} has an {word} number of ones? {data.address} in; byte {parity.address} out, 1 for {word}, 0 for {other}.",
        f"byte[{parity.address}] = popcount({size(data)}[{data.address}]) % 2 == {0 if even else 1}, as 1 or 0.",
        f"The wire carries the {width} bits of {data.address} and one more for safety: {parity.address} = 1 when {'an even' if even else 'an odd'} number of them is 1 and 0 otherwise.",
    )


def swap_neighbour_bits(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    source, made = draw.variable(width), draw.variable(width)
    by = draw.one(1, 2)
    low = {(1, 8): 0x55, (2, 8): 0x33, (1, 16): 0x5555, (2, 16): 0x3333}[by, width]
    program = (
        put(
            made,
            joined(
                Shifted(masked(source, low), "left", by),
                masked(Shifted(Read(source), "right", by), low),
            ),
        ),
    )
    what = (
        "each bit with its neighbour (0 with 1, 2 with 3 ...)"
        if by == 1
        else "each pair of bits with the next pair (1-0 with 3-2, and so on)"
    )
    return program, (
        f"Write a routine that exchanges {what} in the {size(source)} {source.address}; the outcome goes to {made.address}, a {size(made)}.",
        f"How do I swap {'adjacent bits' if by == 1 else 'adjacent bit pairs'}? From {size(source)} {source.address} to {size(made)} {made.address}.",
        f"{size(made)}[{made.address}] = ((x & ${low:X}) << {by}) | ((x >> {by}) & ${low:X}); x = {size(source)}[{source.address}].",
        f"Somebody wired the switches in {source.address} wrongly ({width} of them): exchange {what} and put the right order at {made.address}.",
    )


def take_bits_from_both(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    old, new, mask = (draw.variable(width) for _ in range(3))
    change = masked(toggled(old, new), mask)
    return (put(old, toggled(old, change)),), (
        f"Write a routine that updates part of the {size(old)} {old.address}: its bits that are 1 in the mask {mask.address} are taken from {new.address}, the others stay. All are {size(old)}s.",
        f"How do I replace bits under a mask? Destination {old.address}, new bits {new.address}, mask {mask.address} (1 = replace); {width} bits each.",
        f"d = d & ~m | s & m; d = {size(old)}[{old.address}], s = {size(old)}[{new.address}], m = {size(old)}[{mask.address}].",
        f"Only the options the menu shows may change. {mask.address} has a 1 for each of them, {new.address} the player's choice, {old.address} the settings ({size(old)}s). Store the choice for those and no others.",
    )


def rotate_by_number(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    ring, steps = draw.variable(width), draw.variable(8, below=width)
    left = draw.maybe(0.5)
    way = "left" if left else "right"
    turned = Shifted(Read(ring), "rotate left" if left else "rotate right", 1)
    program = (Repeat(Read(steps), (put(ring, turned),)),)
    return program, (
        f"Write a routine that rotates the {size(ring)} {ring.address} to the {way} by as many bits as the byte {steps.address} says (0 to {width - 1}); bits that fall out come back at the other end.",
        f"How do I rotate by a variable amount? Value {ring.address} ({width} bits), amount {steps.address} (below {width}), direction {way}, in place, no carry in the circle.",
        f"{size(ring)}[{ring.address}] = {'rol' if way == 'left' else 'ror'}{width}({size(ring)}[{ring.address}], byte[{steps.address}]), amount < {width}.",
        f"{width} stones lie in a circle, white or black: the bits of {ring.address}. Turn the circle {steps.address} places {way}{'wards, to higher bits' if way == 'left' else 'wards, to lower bits'} (at most {width - 1} places).",
    )


def shift_long_row(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(3, 4, 5, 6, 8))
    own = Algorithms(draw).own
    carried, held = own("carried"), own("held")
    around = draw.maybe(0.4)
    last = Field(Read(at(row, row.length - 1)), 7, 1) if around else Number(0)
    step = (
        put(held, Here(row)),
        put(Here(row), joined(Shifted(Read(held), "left", 1), carried)),
        put(carried, Shifted(Read(held), "right", 7)),
    )
    program = (put(carried, last), Each((row,), step))
    fate = (
        "the top bit of the last byte comes back as bit 0 of the first"
        if around
        else "bit 0 of the first byte becomes 0 and the top bit of the last one is lost"
    )
    return program, (
        f"Write a routine that {'rotates' if around else 'shifts'} {row.length} bytes at {row.address} left by one bit as one long little-endian number: each byte's top bit moves into bit 0 of the next byte; {fate}.",
        f"How do I {'rotate' if around else 'shift'} a {row.length * 8}-bit number left by 1? It lies at {row.address}, lowest byte first; {fate}.",
        f"n = the {row.length}-byte little-endian integer at {row.address}; n = {f'(n << 1) | (n >> {row.length * 8 - 1})' if around else 'n << 1'}, modulo 2^{row.length * 8}.",
        f"My ticker has {row.length * 8} lamps in {row.length} bytes from {row.address}, lamp 0 is bit 0 of the first. The light pattern moves up by one lamp; {fate}.",
    )


def differing_bits(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    guess, secret, wrong = draw.variable(width), draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("rest", width)
    same = draw.maybe(0.3)
    difference = toggled(guess, secret)
    program = (
        put(rest, Unary("not", difference) if same else difference),
        put(wrong, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(wrong))),
    )
    word = "agree" if same else "differ"
    return program, (
        f"Write a routine that counts the bits in which the {size(guess)}s {guess.address} and {secret.address} {word}, and stores the number in the byte {wrong.address}.",
        f"How do I get {'the number of equal bits' if same else 'the Hamming distance'} of two {size(guess)}s? {guess.address} and {secret.address}; 0 to {width} into {wrong.address}.",
        f"byte[{wrong.address}] = popcount({'~' if same else ''}({size(guess)}[{guess.address}] ^ {size(guess)}[{secret.address}])){f', {width} bits' if same else ''}.",
        f"The levers are the bits of {guess.address}, the solution those of {secret.address} ({width} levers). How many stand {'right' if same else 'wrong'}? That number belongs in {wrong.address}.",
    )


def leading_zeros(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, zeros = draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("rest", width)
    program = (
        put(rest, number),
        put(zeros, 0),
        Repeat(
            Number(width),
            (
                when(Bits(Read(rest), 1 << (width - 1), "any"), Stop()),
                more(zeros),
                put(rest, Shifted(Read(rest), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts the zero bits above the highest set bit of the {size(number)} {number.address} and stores the count in the byte {zeros.address}; for 0 it is {width}.",
        f"How do I count leading zeros? {width}-bit value {number.address}; count to byte {zeros.address} ({width} if the value is 0).",
        f"byte[{zeros.address}] = clz{width}({size(number)}[{number.address}]); clz{width}(0) = {width}.",
        f"How often must the {size(number)} in {number.address} be doubled until its top bit is 1? Put that into {zeros.address}; {width} if it never happens. The number itself stays.",
    )


def swap_two_bits(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    flags = draw.variable(width)
    low, high = sorted(draw.rng.sample(range(width), 2))
    apart = toggled(Field(Read(flags), low, 1), Field(Read(flags), high, 1))
    both = (1 << low) | (1 << high)
    program = (when(check(apart, "!=", 0), put(flags, toggled(flags, both))),)
    return program, (
        f"Write a routine that exchanges bit {low} and bit {high} of the {size(flags)} {flags.address}; no other bit changes.",
        f"How do I swap two bits in place? {size(flags)} {flags.address}, bits {low} and {high}: if they differ, flip both (${both:0{width // 4}X}).",
        f"x = {size(flags)}[{flags.address}]; if bit {low} of x != bit {high} of x: x ^= ${both:0{width // 4}X}; write x back.",
        f"Two flags in {flags.address} ({size(flags)}) got mixed up in old save files: what is bit {low} should be bit {high} and the other way round.",
    )


def longest_row_of_ones(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    field, longest = draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("rest", width)
    program = (
        put(rest, field),
        put(longest, 0),
        While(
            check(rest, "!=", 0),
            (put(rest, masked(rest, Shifted(Read(rest), "left", 1))), more(longest)),
        ),
    )
    return program, (
        f"Write a routine that finds the longest run of neighbouring 1 bits in the {size(field)} {field.address} and stores its length (0 to {width}) in the byte {longest.address}.",
        f"How do I measure the longest streak of set bits? {size(field)} {field.address}; x &= x << 1 until it is 0; the number of rounds to {longest.address}.",
        f"n = 0; for (x = {size(field)}[{field.address}]; x; x &= x << 1) ++n; byte[{longest.address}] = n ({width}-bit x).",
        f"{width} days are the bits of {field.address}, 1 for a day on which the player played. How many such days in a row at best? To {longest.address}.",
    )


def top_bit_only(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, top = draw.variable(width), draw.variable(width)
    rest = Algorithms(draw).own("rest", width)
    program = (
        put(top, 0),
        put(rest, number),
        While(check(rest, "!=", 0), (put(top, rest), put(rest, masked(rest, minus(rest, 1))))),
    )
    return program, (
        f"Write a routine that rounds the {size(number)} {number.address} down to a power of two, i.e. keeps only its highest set bit, and stores it at {top.address} ({size(top)}); 0 gives 0.",
        f"How do I isolate the most significant 1? In {number.address}, out {top.address}, {width} bits each, 0 for 0.",
        f"{size(top)}[{top.address}] = x ? 1 << floor(log2(x)) : 0; x = {size(number)}[{number.address}].",
        f"Of all requests in {number.address} ({width} bits) only the one with the highest bit is granted; leave just that bit in {top.address}. The requests themselves are not touched.",
    )


def ones_at_the_end(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, made = draw.variable(width), draw.variable(width)
    kind = draw.one("off", "hole", "fill")
    following = plus(number, 1)
    expression = {
        "off": masked(number, following),
        "hole": masked(Unary("not", Read(number)), following),
        "fill": joined(number, following),
    }[kind]
    formula = {"off": "x & (x + 1)", "hole": "~x & (x + 1)", "fill": "x | (x + 1)"}[kind]
    what = {
        "off": "clears the 1 bits at its low end (up to its lowest 0 bit)",
        "hole": "keeps nothing but the place of its lowest 0 bit, as a 1 (nothing if all bits are 1)",
        "fill": "also sets its lowest 0 bit (if there is one)",
    }[kind]
    return (put(made, expression),), (
        f"Write a routine that makes a new {size(made)} at {made.address} from the {size(number)} {number.address}: it {what}. The source does not change.",
        f"How do I compute {formula} for the {width}-bit x at {number.address}? Result to {made.address}, {size(made)}.",
        f"{size(made)}[{made.address}] = {formula}, x = {size(number)}[{number.address}], modulo {1 << width}.",
        f"Seats are the bits of {number.address}, 1 = taken, bit 0 is the first of {width} seats. {made.address} ({size(made)}) is a copy of it which {what}."
        if kind != "hole"
        else f"Seats are the bits of {number.address}, 1 = taken, bit 0 is the first of {width} seats. Put the mask of the first free seat into {made.address} ({size(made)}), 0 when all are taken.",
    )


def column_of_bits(draw: Drawer) -> Made:
    rows, column = draw.array(8, 8), draw.variable(8)
    bit = draw.rng.randrange(8)
    step = (put(column, joined(Shifted(Read(column), "left", 1), Field(Read(Here(rows)), bit, 1))),)
    program = (put(column, 0), Each((rows,), step))
    return program, (
        f"Write a routine that reads a column of an 8 by 8 bit picture: bit {bit} of each of the 8 bytes from {rows.address}, the first one's as bit 7 of {column.address}, the last one's as bit 0.",
        f"How do I collect bit {bit} of eight bytes? Bytes {rows.address} to {rows.address + 7}; first byte's bit -> bit 7 of {column.address}, ... eighth byte's -> bit 0.",
        f"c = 0; for i = 0..7: c = c << 1 | byte[{rows.address} + i] >> {bit} & 1; byte[{column.address}] = c.",
        f"The font at {rows.address} has 8 rows of a byte. I need its column {7 - bit} from the left (bit {bit}) as one byte in {column.address}, top row in the highest bit.",
    )


RECIPES = (
    isolate_lowest,
    clear_lowest,
    is_single_bit,
    fill_below_highest,
    to_gray,
    interleave_bits,
    odd_bit_count,
    swap_neighbour_bits,
    take_bits_from_both,
    rotate_by_number,
    shift_long_row,
    differing_bits,
    leading_zeros,
    swap_two_bits,
    longest_row_of_ones,
    top_bit_only,
    ones_at_the_end,
    column_of_bits,
)
