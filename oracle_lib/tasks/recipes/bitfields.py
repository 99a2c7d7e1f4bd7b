"""Bits and fields of all sizes: packing and unpacking, reading from a stream of bits, isolating, reversing, spreading."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Bits, Field, Half, Number, Read, Repeat, Shifted, Unary, While, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, joined, masked, minus, more, plus, put, toggled, when

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pack_object_byte(draw: Drawer) -> Made:
    first = draw.rng.randrange(1, 6)
    second = draw.rng.randrange(1, 8 - first)
    third = 8 - first - second
    kind, level, turn = (draw.variable(8, below=1 << bits) for bits in (first, second, third))
    packed = draw.variable(8)
    made = joined(
        joined(kind, Shifted(Read(level), "left", first)),
        Shifted(Read(turn), "left", first + second),
    )
    return (put(packed, made),), (
        f"Write a routine that packs three small numbers into the byte {packed.address}: {kind.address} (below {1 << first}) in the lowest {first} bits, {level.address} (below {1 << second}) in the next {second}, {turn.address} (below {1 << third}) in the top {third}.",
        f"How do I squeeze three values into one byte? {kind.address} < {1 << first}, {level.address} < {1 << second}, {turn.address} < {1 << third} (bytes). {packed.address} = a | b << {first} | c << {first + second}.",
        f"byte[{packed.address}] = byte[{kind.address}] | byte[{level.address}] << {first} | byte[{turn.address}] << {first + second}; the three are below {1 << first}, {1 << second} and {1 << third}.",
        f"An object of my save format is one byte: {first} bit{'s' if first > 1 else ''} kind, then {second} bit{'s' if second > 1 else ''} level, then {third} bit{'s' if third > 1 else ''} direction, kind at the right. They are in {kind.address}, {level.address} and {turn.address} and never too large for that. Build the byte at {packed.address}.",
    )


def unpack_object_byte(draw: Drawer) -> Made:
    first = draw.rng.randrange(1, 6)
    second = draw.rng.randrange(1, 8 - first)
    third = 8 - first - second
    packed, kind, level, turn = (draw.variable(8) for _ in range(4))
    program = (
        put(kind, Field(Read(packed), 0, first)),
        put(level, Field(Read(packed), first, second)),
        put(turn, Field(Read(packed), first + second, third)),
    )
    return program, (
        f"Write a routine that takes the byte {packed.address} apart: its lowest {first} bits go to {kind.address}, the next {second} to {level.address}, the top {third} to {turn.address}, each as a number of its own.",
        f"How do I unpack a byte with fields of {first}, {second} and {third} bits (from bit 0 up)? Source {packed.address}; results {kind.address}, {level.address}, {turn.address}, bytes.",
        f"b = byte[{packed.address}]; byte[{kind.address}] = b & {(1 << first) - 1}; byte[{level.address}] = b >> {first} & {(1 << second) - 1}; byte[{turn.address}] = b >> {first + second}.",
        f"Enemies are listed as single bytes in my rooms: kind in bits 0 to {first - 1}, strength in {second} bit(s) from bit {first}, facing above that. For the byte fetched to {packed.address} fill in {kind.address} (kind), {level.address} (strength) and {turn.address} (facing).",
    )


def word_date(draw: Drawer) -> Made:
    word, day, hour, minute = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(minute, Half(Field(Read(word), 0, 6), False)),
        put(hour, Half(Field(Read(word), 6, 5), False)),
        put(day, Half(Field(Read(word), 11, 5), False)),
    )
    return program, (
        f"Write a routine that unpacks a time stamp, the word {word.address}: bits 0 to 5 are the minute (to {minute.address}), 6 to 10 the hour (to {hour.address}), 11 to 15 the day (to {day.address}); the results are bytes.",
        f"How do I split a packed date word? {word.address}: dddddhhh hhmmmmmm. Bytes: day {day.address}, hour {hour.address}, minute {minute.address}.",
        f"w = word[{word.address}]; byte[{minute.address}] = w & $3F; byte[{hour.address}] = w >> 6 & $1F; byte[{day.address}] = w >> 11.",
        f"Each save slot remembers when it was written, in two bytes ({word.address}): five bits of day at the top, five of hour, six of minute. The file menu wants them apart: {day.address}, {hour.address}, {minute.address}.",
    )


def pack_date(draw: Drawer) -> Made:
    day, hour, minute = draw.variable(8, below=32), draw.variable(8, below=24), draw.variable(8, below=60)
    word = draw.variable(16)
    made = joined(
        joined(Shifted(Widened(Read(day)), "left", 11), Shifted(Widened(Read(hour)), "left", 6)),
        Widened(Read(minute)),
    )
    return (put(word, made),), (
        f"Write a routine that packs day {day.address} (0 to 31), hour {hour.address} (0 to 23) and minute {minute.address} (0 to 59) into the word {word.address}: day in bits 11-15, hour in bits 6-10, minute in bits 0-5.",
        f"How do I store a time stamp in 16 bits? day (byte {day.address} < 32) << 11 | hour (byte {hour.address} < 24) << 6 | minute (byte {minute.address} < 60). Word {word.address}.",
        f"word[{word.address}] = byte[{day.address}] << 11 | byte[{hour.address}] << 6 | byte[{minute.address}]; day < 32, hour < 24, minute < 60.",
        f"Saving notes the in-game time: {day.address} days (at most 31), {hour.address}:{minute.address} on the clock (valid hours and minutes). As dddddhhh hhmmmmmm it fits into the two bytes at {word.address}.",
    )


def replace_field(draw: Drawer) -> Made:
    word, new = draw.variable(16), draw.variable(16)
    bits = draw.rng.randrange(2, 9)
    low = draw.rng.randrange(1, 16 - bits)
    mask = ((1 << bits) - 1) << low
    made = joined(masked(word, 0xFFFF ^ mask), Shifted(masked(new, (1 << bits) - 1), "left", low))
    return (put(word, made),), (
        f"Write a routine that replaces bits {low} to {low + bits - 1} of the word {word.address} by the lowest {bits} bits of the word {new.address}; its other bits stay.",
        f"How do I write a {bits}-bit field at bit {low} of word[{word.address}]? New value: low {bits} bits of word[{new.address}] (higher ones are ignored).",
        f"word[{word.address}] = (word[{word.address}] & ${0xFFFF ^ mask:04X}) | (word[{new.address}] & ${(1 << bits) - 1:X}) << {low}.",
        f"The settings word at {word.address} has a field of {bits} bits with mask ${mask:04X}. Put the number from {new.address} (two bytes; only as many bits as fit) in there without disturbing the neighbours.",
    )


def add_to_field(draw: Drawer) -> Made:
    flags, amount = draw.variable(8), draw.rng.randrange(1, 4)
    bits = draw.rng.randrange(2, 5)
    low = draw.rng.randrange(1, 8 - bits)
    mask = ((1 << bits) - 1) << low
    sum_ = masked(plus(flags, amount << low), mask)
    return (put(flags, joined(masked(flags, 0xFF ^ mask), sum_)),), (
        f"Write a routine that adds {amount} to the {bits}-bit number in bits {low} to {low + bits - 1} of the byte {flags.address}, modulo {1 << bits}; the other bits of the byte stay as they are.",
        f"How do I count inside a byte, in bits {low}..{low + bits - 1} of {flags.address}? +{amount}, wrapping within {bits} bits, no carry into the others.",
        f"b = byte[{flags.address}]; byte[{flags.address}] = (b & ${0xFF ^ mask:02X}) | ((b + ${amount << low:02X}) & ${mask:02X}).",
        f"{flags.address} holds flags and, in the bits of mask ${mask:02X}, a little counter. Advance that by {amount}; after {(1 << bits) - 1} comes 0, and the flags must survive.",
    )


def isolate_lowest(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    bits, result = draw.variable(width), draw.variable(width)
    clear = draw.maybe(0.5)
    lowest = masked(bits, Unary("negate", Read(bits)))
    unit = "byte" if width == 8 else "word"
    program = (put(result, lowest), put(bits, toggled(bits, result))) if clear else (put(result, lowest),)
    tail = f", and clear that bit in {bits.address}" if clear else ""
    also = f" Then remove it from {bits.address}." if clear else f" {bits.address} stays."
    after = f"; {unit}[{bits.address}] ^= {unit}[{result.address}]" if clear else ""
    return program, (
        f"Write a routine that isolates the lowest set bit of the {unit} {bits.address}: store it alone as a mask at the {unit} {result.address}{tail}. 0 gives 0.",
        f"How do I get the rightmost 1 of {unit}[{bits.address}] as a mask in {unit}[{result.address}]?{also} No bit set: 0.",
        f"{unit}[{result.address}] = b & -b, b = {unit}[{bits.address}]{after}.",
        f"Pending events are the 1 bits of {bits.address} ({width} of them). The one with the lowest bit goes first: its mask to {result.address}, or 0 if nothing is pending.{also}",
    )


def drop_lowest(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    bits, left = draw.variable(width), draw.variable(8)
    unit = "byte" if width == 8 else "word"
    program = (
        put(bits, masked(bits, minus(bits, 1))),
        put(left, either(check(bits, "==", 0), 0, 1)),
    )
    return program, (
        f"Write a routine that clears the lowest set bit of the {unit} {bits.address} (0 stays 0) and stores 1 at {left.address} if bits are left, 0 if not.",
        f"How do I remove the rightmost 1 bit? {unit} {bits.address} &= itself - 1. Byte {left.address} = 1 if the result isn't 0, else 0.",
        f"b = {unit}[{bits.address}]; b &= b - 1; {unit}[{bits.address}] = b; byte[{left.address}] = b != 0.",
        f"One task is done, the one of the lowest 1 in the task mask {bits.address} ({width} bits): take it out. {left.address} tells with 1 or 0 whether more is to do.",
    )


def parity_bit(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    bits, result = draw.variable(width), draw.variable(width)
    unit = "byte" if width == 8 else "word"
    folded = Algorithms(draw).own("folded", width)
    steps = [put(folded, toggled(folded, Shifted(Read(folded), "right", n))) for n in (8, 4, 2, 1) if n < width]
    program = (put(folded, bits), *steps, put(result, masked(folded, 1)))
    odd = "1 if an odd number of its bits is set, else 0"
    return program, (
        f"Write a routine that computes the parity of the {unit} {bits.address}: the {unit} {result.address} becomes {odd}.",
        f"How do I get a parity bit? Source {unit} {bits.address}; {unit} {result.address} = {odd}.",
        f"{unit}[{result.address}] = xor of the {width} bits of {unit}[{bits.address}].",
        f"My password checks each {unit} by its parity. For the {width} bits at {bits.address} write {odd} to {result.address} ({width} bits wide).",
    )


def spread_bits(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(16)
    working = Algorithms(draw)
    rest, made = working.own("rest"), working.own("made", 16)
    double = draw.maybe(0.5)
    unit = 3 if double else 1
    program = (
        put(rest, source),
        put(made, 0),
        Repeat(
            Number(8),
            (
                put(made, Shifted(Read(made), "left", 2)),
                when(Bits(Read(rest), 0x80, "any"), put(made, joined(made, unit))),
                put(rest, Shifted(Read(rest), "left", 1)),
            ),
        ),
        put(result, made),
    )
    what = "each bit twice in a row" if double else "a 0 to the left of each bit"
    formula = "bits 2i and 2i + 1" if double else "bit 2i"
    zero = "" if double else ", odd bits 0"
    return program, (
        f"Write a routine that spreads the byte {source.address} to the word {result.address} with {what}: bit i goes to {formula}{zero}.",
        f"How do I widen 8 pixels to 16 bits? Byte {source.address}, word {result.address}: {formula} = bit i, i = 0..7{zero}.",
        f"word[{result.address}]: {formula} = bit i of byte[{source.address}], i < 8{zero}.",
        f"{'A double-width font' if double else 'A 2bpp mask'} is made of my 1bpp rows: from a row byte at {source.address} to a word at {result.address}, {what}, order kept.",
    )


def push_bits_to_stream(draw: Drawer) -> Made:
    bits = draw.rng.randrange(2, 8)
    stream, value, free = draw.variable(16), draw.variable(8, below=1 << bits), draw.variable(8)
    program = (
        put(stream, joined(Shifted(Read(stream), "left", bits), Widened(Read(value)))),
        put(free, minus(free, bits)),
    )
    return program, (
        f"Write a routine that appends {bits} bits to a bit buffer: the word {stream.address} is shifted left by {bits} and the byte {value.address} (below {1 << bits}) put into the free low bits; the count of free bits, byte {free.address}, falls by {bits} (modulo 256).",
        f"How do I write a {bits}-bit code into a bit buffer? Buffer word {stream.address} = buffer << {bits} | code; code byte {value.address} < {1 << bits}; room byte {free.address} -= {bits}.",
        f"word[{stream.address}] = word[{stream.address}] << {bits} | byte[{value.address}]; byte[{free.address}] -= {bits}; code < {1 << bits}.",
        f"Packing a password: the next symbol ({value.address}, always under {1 << bits}) comes in from the right of the 16-bit collector {stream.address}, which moves {bits} places to make room; {free.address} keeps track of the space left, {bits} less now.",
    )


def bit_of_list(draw: Drawer) -> Made:
    words = draw.array(16, draw.one(2, 4, 8))
    number, result = draw.variable(8, below=16 * words.length), draw.variable(8)
    word = Algorithms(draw).own("word", 16)
    program = (
        put(word, at(words, Shifted(Read(number), "right", 4))),
        Repeat(masked(number, 15), (put(word, Shifted(Read(word), "right", 1)),)),
        put(result, masked(Half(Read(word), False), 1)),
    )
    count = 16 * words.length
    return program, (
        f"Write a routine that reads flag number byte[{number.address}] (0 to {count - 1}) from the {words.length} words at {words.address}: word number / 16, bit number & 15 (bit 0 is the lowest). 0 or 1 to {result.address}.",
        f"How do I test one of {count} flags kept in words? Flags {words.address}, {words.length} words, flag n = bit (n & 15) of word (n >> 4); n = byte {number.address} < {count}. Result 0/1 in {result.address}.",
        f"byte[{result.address}] = word[{words.address} + 2 * (n >> 4)] >> (n & 15) & 1; n = byte[{number.address}] < {count}.",
        f"My secrets are bits in {words.length} 16-bit words from {words.address}, sixteen a word, low bit first. Was secret {number.address} (below {count}) found? {result.address} = 1 for yes, 0 for no.",
    )


def same_bits(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    rest, count = working.own("rest"), working.own("count")
    differing = draw.maybe(0.5)
    start = toggled(one, other)
    program = (
        put(rest, start if differing else Unary("not", start)),
        put(count, 0),
        While(
            check(rest, "!=", 0),
            (put(rest, masked(rest, minus(rest, 1))), more(count)),
        ),
        put(result, count),
    )
    word = "differ" if differing else "agree"
    return program, (
        f"Write a routine that counts in how many of their 8 bits the bytes {one.address} and {other.address} {word}; the count (0 to 8) goes to {result.address}.",
        f"How do I get the number of bit positions where byte[{one.address}] and byte[{other.address}] {word}? Byte {result.address}.",
        f"byte[{result.address}] = popcount({'' if differing else '~'}(byte[{one.address}] ^ byte[{other.address}])), 8 bits.",
        f"Two players set eight switches each, as bits of {one.address} and {other.address}. They score by how many switches {word}; put that at {result.address}.",
    )


def rotate_field_group(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    flags, steps = draw.variable(width), draw.variable(8, below=width)
    unit, turn = ("byte" if width == 8 else "word"), draw.one("rotate left", "rotate right")
    way = turn.removeprefix("rotate ")
    working = Algorithms(draw).own("turned", width)
    program = (
        put(working, flags),
        Repeat(Read(steps), (put(working, Shifted(Read(working), turn, 1)),)),
        put(flags, working),
    )
    other = width - 1
    moved = (
        f"what leaves at bit {other} returns at bit 0"
        if way == "left"
        else f"what leaves at bit 0 returns at bit {other}"
    )
    return program, (
        f"Write a routine that rotates the {unit} {flags.address} {way} by byte[{steps.address}] places (0 to {other}); {moved}.",
        f"How do I rotate {width} bits {way} by a variable amount? Value {unit} {flags.address}, amount byte {steps.address} < {width}; no bit is lost.",
        f"{unit}[{flags.address}] = rotate_{way}({unit}[{flags.address}], byte[{steps.address}]), {width} bits; amount < {width}.",
        f"A ring of {width} lamps is {flags.address} ({unit}). The wheel was turned {way} by {steps.address} notches, fewer than {width}: turn the lamps with it, {moved}.",
    )


def first_clear_in_word(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    used, result = draw.variable(width), draw.variable(8)
    unit = "byte" if width == 8 else "word"
    working = Algorithms(draw)
    rest, number = working.own("rest", width), working.own("number")
    none = width
    program = (
        put(rest, used),
        put(number, 0),
        While(
            Bits(Read(rest), 1, "any"),
            (put(rest, Shifted(Read(rest), "right", 1)), more(number)),
        ),
        put(result, number),
    )
    return program, (
        f"Write a routine that finds the number of the lowest clear bit of the {unit} {used.address} (0 to {width - 1}) and stores it at {result.address}; if all {width} are set, {none}.",
        f"How do I get the index of the first 0 bit? {unit} {used.address}, from bit 0 up; index to byte {result.address}, {none} when there is none.",
        f"byte[{result.address}] = min i < {width} with bit i of {unit}[{used.address}] == 0, else {none}.",
        f"Parking lot: {width} spaces are the bits of {used.address}, 1 is taken. The first free space's number, counted from bit 0, belongs at {result.address}; {none} says full.",
    )


def sign_extend_field(draw: Drawer) -> Made:
    bits = draw.one(3, 4, 5, 6)
    packed, result = draw.variable(8), draw.variable(8)
    low = draw.one(0, 0, 8 - bits)
    half = 1 << (bits - 1)
    made = minus(toggled(Field(Read(packed), low, bits), half), half)
    return (put(result, made),), (
        f"Write a routine that reads a signed {bits}-bit number (two's complement) from bits {low} to {low + bits - 1} of the byte {packed.address} and stores it as a signed byte at {result.address}.",
        f"How do I sign-extend a {bits}-bit field? Bits {low}..{low + bits - 1} of byte {packed.address}; range -{half} to {half - 1}; signed byte to {result.address}.",
        f"v = byte[{packed.address}] >> {low} & ${(1 << bits) - 1:02X}; byte[{result.address}] = (v ^ ${half:02X}) - ${half:02X} mod 256.",
        f"My level bytes carry a small offset from -{half} to {half - 1} in {bits} bits ({'the lowest' if low == 0 else 'the highest'} of {packed.address}), negative ones in two's complement. As a full signed byte I need it at {result.address}.",
    )


def signed_field_back(draw: Drawer) -> Made:
    bits = draw.one(3, 4, 5)
    value, packed = draw.variable(8, signed=True), draw.variable(8)
    half = 1 << (bits - 1)
    mask = (1 << bits) - 1
    held = Algorithms(draw).own("held")
    program = (
        put(held, value),
        when(check(held, "<", -half, True), put(held, 256 - half)),
        when(check(held, ">", half - 1, True), put(held, half - 1)),
        put(packed, joined(masked(packed, 0xFF ^ mask), masked(held, mask))),
    )
    return program, (
        f"Write a routine that stores the signed byte {value.address} in the lowest {bits} bits of {packed.address}, limited to -{half} to {half - 1} and in two's complement; the other bits of {packed.address} stay.",
        f"How do I squeeze a signed number into {bits} bits? v = signed byte {value.address}, clamped to [-{half}, {half - 1}]; low {bits} bits of byte {packed.address} = v & ${mask:02X}; upper bits kept.",
        f"v = clamp(byte[{value.address}] signed, -{half}, {half - 1}); byte[{packed.address}] = (byte[{packed.address}] & ${0xFF ^ mask:02X}) | (v & ${mask:02X}).",
        f"The tilt of a platform ({value.address}, signed) goes into its description byte {packed.address}, bits 0 to {bits - 1}. More than {half - 1} counts as {half - 1}, less than -{half} as -{half}; what else is in the byte isn't mine to change.",
    )


RECIPES = (
    pack_object_byte,
    unpack_object_byte,
    word_date,
    pack_date,
    replace_field,
    add_to_field,
    isolate_lowest,
    drop_lowest,
    parity_bit,
    spread_bits,
    push_bits_to_stream,
    bit_of_list,
    same_bits,
    rotate_field_group,
    first_clear_in_word,
    sign_extend_field,
    signed_field_back,
)
