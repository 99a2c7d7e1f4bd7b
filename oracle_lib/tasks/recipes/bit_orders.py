"""Bits put elsewhere: gathered and scattered by masks, ranks and places of ones, line codes, counters of single bits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Either,
    Expression,
    If,
    Number,
    Read,
    Repeat,
    Report,
    Shifted,
    Statement,
    Unary,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    at,
    check,
    joined,
    less,
    masked,
    minus,
    more,
    put,
    size,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def gather_even_bits(draw: Drawer) -> Made:
    code, result = draw.variable(16), draw.variable(8)
    odd = draw.maybe(0.5)
    own = Algorithms(draw).own
    rest, made = own("rest", 16), own("made")
    program = (
        put(rest, code),
        put(made, 0),
        Repeat(
            Number(8),
            (
                put(made, shl(made, 1)),
                when(Bits(Read(rest), 0x8000 if odd else 0x4000, "any"), put(made, joined(made, 1))),
                put(rest, shl(rest, 2)),
            ),
        ),
        put(result, made),
    )
    which = "odd" if odd else "even"
    first = 1 if odd else 0
    return program, (
        f"Write a routine that gathers the {which} bits of the word {code.address}: bit {first} becomes bit 0 of the byte {result.address}, bit {first + 2} its bit 1, and so on up to bit {first + 14} as bit 7.",
        f"How do I get the {'y' if odd else 'x'} coordinate out of a Morton code? Word {code.address} interleaves x (even bits) and y (odd bits); {'y' if odd else 'x'} to byte {result.address}.",
        f"byte[{result.address}] bit n = bit 2n{' + 1' if odd else ''} of word[{code.address}], n = 0..7.",
        f"compact {which} bits {code.address} (16) -> {result.address} (8)",
        f"My map cells are numbered in Z-order in {code.address}, 16 bits. {'Row' if odd else 'Column'} bits sit at the {which} places; squeeze them together, order kept, to a byte at {result.address}, and don't touch the cell number.",
    )


def take_masked_bits(draw: Drawer) -> Made:
    source, mask, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, left, made, spot = own("rest"), own("mask left"), own("made"), own("spot")
    program = (
        put(rest, source),
        put(left, mask),
        put(made, 0),
        put(spot, 1),
        While(
            check(left, "!=", 0),
            (
                when(
                    Bits(Read(left), 1, "any"),
                    when(Bits(Read(rest), 1, "any"), put(made, joined(made, spot))),
                    put(spot, shl(spot, 1)),
                ),
                put(rest, shr(rest, 1)),
                put(left, shr(left, 1)),
            ),
        ),
        put(result, made),
    )
    return program, (
        f"Write a routine that extracts the bits of {source.address} at the places where the mask {mask.address} has ones and packs them, in order, into the low bits of {result.address}; the rest is 0. All bytes.",
        f"How do I do a PEXT on 8 bits? Source {source.address}, mask {mask.address}, result {result.address}: selected bits moved together at the bottom.",
        f"byte[{result.address}] = pext(byte[{source.address}], byte[{mask.address}]).",
        f"compress {source.address} by mask {mask.address} -> {result.address}, lsb first",
        f"Of the switches in {source.address} only those wired in {mask.address} matter. Close the gaps: the lowest wired switch becomes bit 0 of {result.address}, the next wired one bit 1, and so on; unused upper bits are clear. Source and mask stay.",
    )


def deal_bits_to_mask(draw: Drawer) -> Made:
    source, mask, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, left, made, lowest = own("rest"), own("mask left"), own("made"), own("lowest")
    program = (
        put(rest, source),
        put(left, mask),
        put(made, 0),
        While(
            check(left, "!=", 0),
            (
                put(lowest, masked(left, Unary("negate", Read(left)))),
                when(Bits(Read(rest), 1, "any"), put(made, joined(made, lowest))),
                put(rest, shr(rest, 1)),
                put(left, toggled(left, lowest)),
            ),
        ),
        put(result, made),
    )
    return program, (
        f"Write a routine that deals the low bits of {source.address} out to the places where the mask {mask.address} has ones, lowest first, and stores the byte at {result.address}; places outside the mask are 0.",
        f"How do I do a PDEP on 8 bits? Source {source.address}, mask {mask.address}, result {result.address}: source bit 0 goes to the mask's lowest one, bit 1 to the next, ...",
        f"byte[{result.address}] = pdep(byte[{source.address}], byte[{mask.address}]).",
        f"expand low bits of {source.address} into the ones of {mask.address} -> {result.address}",
        f"A counter ({source.address}) is to run through all combinations of the lamps in the mask {mask.address}. Bit by bit from the bottom, its bits go to the mask's ones in ascending order; other lamps stay dark. Lamps to {result.address}, sources unchanged.",
    )


def rank_below_place(draw: Drawer) -> Made:
    flags, place, result = draw.variable(16), draw.variable(8, below=16), draw.variable(8)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    program = (
        put(result, 0),
        put(rest, flags),
        Repeat(
            Read(place),
            (when(Bits(Read(rest), 1, "any"), more(result)), put(rest, shr(rest, 1))),
        ),
    )
    return program, (
        f"Write a routine that counts the ones of the word {flags.address} below bit number {place.address} (0 to 15), that bit excluded, and stores the count at {result.address}.",
        f"How do I compute rank(n) in a bit vector? Word {flags.address}, n in {place.address} (at most 15): popcount of bits 0 to n - 1 to byte {result.address}.",
        f"byte[{result.address}] = popcount(word[{flags.address}] & ((1 << n) - 1)), n = byte[{place.address}] < 16.",
        f"rank: ones of {flags.address} (16 bits) under bit {place.address} (0..15) -> {result.address}",
        f"Only items that exist have a record, packed without gaps; {flags.address} (16 bits) tells which exist. The record number of item {place.address}, which is below 16, is the number of existing items before it. Put that into {result.address}.",
    )


def place_of_nth_one(draw: Drawer) -> Made:
    flags, wanted, result = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    own = Algorithms(draw).own
    rest, left = own("rest"), own("left")
    program = (
        put(rest, flags),
        put(left, wanted),
        While(
            Both(check(left, "!=", 0), check(rest, "!=", 0)),
            (put(rest, masked(rest, minus(rest, 1))), less(left)),
        ),
        put(result, 0xFF),
        when(
            check(rest, "!=", 0),
            put(result, 0),
            While(Bits(Read(rest), 1, "none"), (more(result), put(rest, shr(rest, 1)))),
        ),
    )
    return program, (
        f"Write a routine that finds the place of the n-th one in {flags.address}: n is the byte {wanted.address} (0 to 7, 0 for the lowest one). Its bit number goes to {result.address}, $FF if there aren't so many ones.",
        f"How do I compute select(n) on a byte? Bits {flags.address}, n {wanted.address} (below 8, counted from 0, lowest bit first); bit number or $FF to {result.address}.",
        f"p = [i for i in 0..7 if byte[{flags.address}] >> i & 1]; n = byte[{wanted.address}] (< 8); byte[{result.address}] = n < len(p) ? p[n] : $FF.",
        f"select: index of set bit #{wanted.address} (0-based, < 8) of {flags.address} -> {result.address} / $FF",
        f"The menu lists only the songs I have learnt ({flags.address}, a bit per song). The cursor is on line {wanted.address}, 0 to 7. Which song is that? Song number to {result.address}; below the last line it's $FF.",
    )


def groups_of_ones(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    flags, result = draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("starts", width)
    program = (
        put(rest, masked(flags, Unary("not", shl(flags, 1)))),
        put(result, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(result))),
    )
    kind = size(flags)
    return program, (
        f"Write a routine that counts the groups of neighbouring ones in the {kind} {flags.address} (a lone one is a group too; top and bottom bit are no neighbours) and stores the number at {result.address}.",
        f"How do I count runs of 1 bits in a {kind}? {flags.address} -> byte {result.address}. ~(x << 1) & x has one bit per run.",
        f"byte[{result.address}] = popcount(x & ~(x << 1)), x = {kind}[{flags.address}] ({width} bits).",
        f"number of 1-runs in {flags.address} ({width}-bit) -> {result.address}",
        f"{width} seats in a row, {flags.address} says which are taken (1). People sitting side by side belong together: how many parties are there? Answer to {result.address}, 0 for an empty row.",
    )


def in_exactly_two(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    a, b, c, result = (draw.variable(width) for _ in range(4))
    manner = draw.one("two", "one")
    pairs = joined(joined(masked(a, b), masked(a, c)), masked(b, c))
    every = masked(masked(a, b), c)
    odd = toggled(toggled(a, b), c)
    program = (put(result, toggled(pairs if manner == "two" else odd, every)),)
    word = "exactly two" if manner == "two" else "exactly one"
    kind = size(a)
    return program, (
        f"Write a routine that stores, at {result.address}, which bits are set in {word} of the three {kind}s {a.address}, {b.address} and {c.address}.",
        f"How do I find the bits that {word} of three masks have in common? Masks: {kind}s {a.address}, {b.address}, {c.address}; result {result.address}.".replace(
            "that exactly one of three masks have in common", "that belong to exactly one of three masks"
        ),
        f"{kind}[{result.address}] bit n = (a_n + b_n + c_n == {2 if manner == 'two' else 1}); a, b, c = {kind}s {a.address}, {b.address}, {c.address}.",
        f"{word} of {a.address}, {b.address}, {c.address} per bit -> {result.address} ({width} bits)",
        f"Three scouts report rooms as bits ({a.address}, {b.address}, {c.address}, {kind}s). I want those rooms that {word} of them saw, not those that {'all or only one' if manner == 'two' else 'two or three'} saw, at {result.address}.",
    )


def next_gray_value(draw: Drawer) -> Made:
    code, parity = draw.variable(8), Algorithms(draw).own("parity")
    lowest = masked(code, Unary("negate", Read(code)))
    program = (
        put(parity, toggled(code, shr(code, 4))),
        put(parity, toggled(parity, shr(parity, 2))),
        put(parity, toggled(parity, shr(parity, 1))),
        If(
            Bits(Read(parity), 1, "none"),
            (put(code, toggled(code, 1)),),
            (put(code, toggled(code, shl(lowest, 1))),),
        ),
    )
    return program, (
        f"Write a routine that steps the byte {code.address}, a reflected Gray code, to its successor: with an even number of ones, flip bit 0; with an odd number, flip the bit to the left of the lowest one (from $80, where there is none, nothing changes).",
        f"How do I increment a Gray code without decoding it? Byte {code.address}. Even parity: x ^= 1. Odd parity: x ^= (x & -x) << 1, in 8 bits.",
        f"x ^= parity(x) ? ((x & -x) << 1) & $FF : 1; x = byte[{code.address}].",
        f"gray++ in place, {code.address}, 8 bits, saturates at $80",
        f"The encoder wheel of my puzzle shows Gray codes. Turn it one notch forwards: {code.address} changes in a single bit, the lowest if its ones are even in number, else the one just above its lowest one. At $80 the bit above doesn't exist, so the wheel stays.",
    )


def bar_is_sound(draw: Drawer) -> Made:
    bar, length = draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(length, 0),
        put(rest, bar),
        While(Bits(Read(rest), 1, "any"), (more(length), put(rest, shr(rest, 1)))),
        Report(check(rest, "==", 0)),
    )
    return program, (
        f"Write a routine that reads a thermometer code: {length.address} gets the number of ones at the lower end of {bar.address}, and the carry is set if there are no other ones above them, clear if there are.",
        f"How do I check and decode a unary bar ({bar.address}: 0, 1, 3, 7, $F, ...)? Length (trailing ones) to {length.address}; carry set = clean, no stray bits.",
        f"n = trailing ones of byte[{bar.address}]; byte[{length.address}] = n; carry = byte[{bar.address}] == (1 << n) - 1.",
        f"{bar.address} thermometer -> count {length.address}, C = valid (x & (x + 1) == 0)",
        f"Sensors up a well show wet as 1 from the bottom: {bar.address}. The level is how many from the bottom are wet without a gap ({length.address}). A wet one above a dry one means a broken sensor: return carry clear then, set otherwise.",
    )


def johnson_step(draw: Drawer) -> Made:
    width = draw.rng.randrange(3, 8)
    ring = draw.variable(8)
    mask = (1 << width) - 1
    program = (
        If(
            Bits(Read(ring), 1 << (width - 1), "any"),
            (put(ring, masked(shl(ring, 1), mask)),),
            (put(ring, joined(masked(shl(ring, 1), mask), 1)),),
        ),
    )
    return program, (
        f"Write a routine that clocks a Johnson counter of {width} bits in {ring.address}: shift left, the complement of the old bit {width - 1} comes in as bit 0, bits {width} to 7 are 0 afterwards.",
        f"How do I step a twisted ring counter? {ring.address}, {width} stages (bits 0 to {width - 1}), inverted top stage fed back into bit 0; higher bits cleared.",
        f"x = ((x << 1) | !(x >> {width - 1} & 1)) & ${mask:02X}; x = byte[{ring.address}].",
        f"johnson counter, {width} bits, {ring.address}",
        f"{width} lamps (bits 0 to {width - 1} of {ring.address}) fill up from the first and then empty from the first. One beat: each takes over its predecessor's state, the first takes the opposite of what the last had. Bits above the lamps end as 0.",
    )


def manchester_encode(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    rest, made = own("rest"), own("made", 16)
    one, zero = draw.one((1, 2), (2, 1))
    program = (
        put(rest, source),
        put(made, 0),
        Repeat(
            Number(8),
            (
                put(made, shl(made, 2)),
                If(
                    Bits(Read(rest), 0x80, "any"),
                    (put(made, joined(made, one)),),
                    (put(made, joined(made, zero)),),
                ),
                put(rest, shl(rest, 1)),
            ),
        ),
        put(result, made),
    )
    return program, (
        f"Write a routine that Manchester-encodes the byte {source.address} to the word {result.address}: bit n becomes the bits 2n + 1 and 2n, {one:02b} for a 1 and {zero:02b} for a 0.",
        f"How do I turn a byte into Manchester code? {source.address} -> word {result.address}, same order of bits; 1 = %{one:02b}, 0 = %{zero:02b}.",
        f"word[{result.address}] = sum((b_n ? {one} : {zero}) << 2n for n = 0..7), b_n = bit n of byte[{source.address}].",
        f"manchester: {source.address} -> {result.address} (16 bits), 1 -> {one:02b}, 0 -> {zero:02b}",
        f"The light signal needs a change in every bit. Write each bit of {source.address} as two half bits into {result.address}, top bit at the top: a one as {'dark, light' if one == 1 else 'light, dark'} ({one:02b}), a zero the other way round ({zero:02b}).",
    )


def manchester_decode(draw: Drawer) -> Made:
    code, result = draw.variable(16), draw.variable(8)
    one, zero = draw.one((1, 2), (2, 1))
    fault = draw.variable(8)
    own = Algorithms(draw).own
    rest, made, bad = own("rest", 16), own("made"), own("bad")
    program = (
        put(rest, code),
        put(made, 0),
        put(bad, 0),
        Repeat(
            Number(8),
            (
                put(made, shr(made, 1)),
                when(check(masked(rest, 3), "==", one), put(made, joined(made, 0x80))),
                when(Either(check(masked(rest, 3), "==", 0), check(masked(rest, 3), "==", 3)), more(bad)),
                put(rest, shr(rest, 2)),
            ),
        ),
        put(result, made),
        put(fault, bad),
    )
    return program, (
        f"Write a routine that decodes the Manchester word {code.address} to the byte {result.address}: the pair of bits 2n + 1 and 2n gives bit n, %{one:02b} meaning 1 and anything else 0. The number of pairs that are neither %01 nor %10 goes to {fault.address}.",
        f"How do I read Manchester code? Word {code.address}, eight pairs, lowest pair = bit 0: {one:02b} -> 1, {zero:02b} -> 0, illegal 00 and 11 -> 0. Byte to {result.address}, count of illegal pairs to {fault.address}.",
        f"for n = 0..7: p = word[{code.address}] >> 2n & 3; bit n of byte[{result.address}] = p == {one}; byte[{fault.address}] = how many p are 0 or 3.",
        f"manchester decode {code.address} (1 = {one:02b}) -> {result.address}; errors (00/11, read as 0) counted in {fault.address}",
        f"The light tower answers in half bits, 16 of them in {code.address}. Two make a bit: {one:02b} is a one, {zero:02b} a zero, and two alike are a reading error, taken as zero. I'd like the byte at {result.address}, lowest pair lowest, and the number of errors at {fault.address}.",
    )


def level_changes_at_ones(draw: Drawer) -> Made:
    source, line, result = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    own = Algorithms(draw).own
    rest, made = own("rest"), own("made")
    inverted = draw.maybe(0.5)
    program = (
        put(rest, source),
        put(made, 0),
        Repeat(
            Number(8),
            (
                when(Bits(Read(rest), 0x80, "none" if inverted else "any"), put(line, toggled(line, 1))),
                put(made, joined(shl(made, 1), line)),
                put(rest, shl(rest, 1)),
            ),
        ),
        put(result, made),
    )
    bit = 0 if inverted else 1
    return program, (
        f"Write a routine that NRZI-encodes the byte {source.address}, top bit first: the line level {line.address} (0 or 1) flips before each {bit} bit and keeps for each {1 - bit} bit; the eight levels, first one topmost, go to {result.address}, and the last level stays in {line.address}.",
        f"How do I do NRZI with a change on {bit}? Data {source.address} msb first, level byte {line.address} (0/1) in and out, eight levels to {result.address}, also msb first.",
        f"for b in bits 7..0 of byte[{source.address}]: if (b == {bit}) v ^= 1; out = out << 1 | v; v = byte[{line.address}] (0 or 1, updated), out = byte[{result.address}].",
        f"nrzi (toggle on {bit}) {source.address} -> {result.address}, level state {line.address} in 0..1, msb first",
        f"The tape head can only see changes. For every {bit} in {source.address} (highest bit first) the magnetisation in {line.address}, which is 0 or 1, turns over; for every {1 - bit} it stays. Record the state after each bit in {result.address}, the first at the left, and leave {line.address} as it ends.",
    )


def needs_stuffing(draw: Drawer) -> Made:
    source, run, stuffed = draw.variable(16), draw.variable(8), draw.variable(8)
    limit = draw.one(3, 4, 5, 5)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    program = (
        put(rest, source),
        put(stuffed, 0),
        put(run, 0),
        Repeat(
            Number(16),
            (
                If(
                    Bits(Read(rest), 1, "any"),
                    (more(run), when(check(run, "==", limit), more(stuffed), put(run, 0))),
                    (put(run, 0),),
                ),
                put(rest, shr(rest, 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts how many bits would be stuffed into the word {source.address}, sent lowest bit first: after every {limit} ones in a row a 0 is put in, and counting starts anew. The number goes to {stuffed.address}, the length of the run of ones that is open at the end to {run.address}.",
        f"How do I count bit stuffing? Word {source.address}, bit 0 first, a stuffed 0 after {limit} consecutive ones (which also ends the run). Stuffed bits to {stuffed.address}, unfinished run to {run.address}.",
        f"r = n = 0; for b in bits 0..15 of word[{source.address}]: r = b ? r + 1 : 0; if r == {limit}: ++n, r = 0; byte[{stuffed.address}] = n; byte[{run.address}] = r.",
        f"bit stuffing ({limit} ones) over {source.address} (16 bits), lsb first: stuffed {stuffed.address}, trailing run {run.address}",
        f"Sixteen steps of a march are in {source.address}, the first in bit 0; a 1 is a long step. After {limit} long steps on end the squad rests once and starts counting again. How many rests are there ({stuffed.address}), and how many long steps have they made since the last rest or short step when it's over ({run.address})?",
    )


def nibbles_crossed(draw: Drawer) -> Made:
    one, other = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    held = own("held")
    which = draw.one(0x0F, 0xF0)
    program = (
        put(held, masked(toggled(one, other), which)),
        put(one, toggled(one, held)),
        put(other, toggled(other, held)),
    )
    name, kept = ("low", "high") if which == 0x0F else ("high", "low")
    return program, (
        f"Write a routine that exchanges the {name} nibbles of the bytes {one.address} and {other.address}; their {kept} nibbles stay where they are.",
        f"How do I swap just the {name} nibbles of two bytes? {one.address} and {other.address}.",
        f"t = (a ^ b) & ${which:02X}; a ^= t; b ^= t; a = byte[{one.address}], b = byte[{other.address}].",
        f"{one.address} <-> {other.address}, mask ${which:02X} only",
        f"Two heroes trade shields but keep their swords: each has both in one byte, {one.address} and {other.address}, the shield in the {name} four bits, the sword in the {kept} four.",
    )


def keep_low_by_number(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    target, count = draw.variable(width), draw.variable(8, below=width + 1)
    up = draw.maybe(0.5)
    own = Algorithms(draw).own
    mask = own("mask", width)
    program: tuple[Statement, ...] = (
        put(mask, 0),
        Repeat(Read(count), (put(mask, joined(shl(mask, 1), 1)),)),
        put(target, masked(target, mask if not up else Unary("not", Read(mask)))),
    )
    kind = size(target)
    what = "clears the lowest n bits" if up else "clears everything but the lowest n bits"
    return program, (
        f"Write a routine that {what} of the {kind} {target.address}, with n from {count.address} (0 to {width}).",
        f"How do I mask a {kind} by a variable number of bits? {target.address} &= {'~' if up else ''}((1 << n) - 1), n = byte {count.address}, up to {width}.",
        f"{kind}[{target.address}] &= {'~' if up else ''}(2^byte[{count.address}] - 1); the count is at most {width}.",
        f"{'drop' if up else 'keep'} low n bits of {target.address} ({width}-bit), n = {count.address} in 0..{width}",
        f"{count.address} doors are open so far, never more than {width}, the first being bit 0 of {target.address} ({kind}). {'Everything behind open doors is used up: clear those bits.' if up else 'What lies behind closed doors must not count: clear those bits.'}",
    )


def quiz_sheet_points(draw: Drawer) -> Made:
    answers, solution, score = draw.variable(16), draw.variable(16), draw.variable(8)
    good, bonus = draw.one((1, 5), (2, 8), (3, 10), (5, 20))
    own = Algorithms(draw).own
    rest = own("wrong", 16)
    program = (
        put(rest, toggled(answers, solution)),
        put(score, 16 * good + bonus),
        when(check(rest, "!=", 0), less(score, bonus)),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), less(score, good))),
    )
    return program, (
        f"Write a routine that marks a yes/no quiz of 16 questions: the word {answers.address} has the answers, {solution.address} the right ones, bit for bit. {good} point{'s' * (good > 1)} for each bit that agrees, {bonus} more if all agree; total to the byte {score.address}.",
        f"How do I score matching bits? Compare words {answers.address} and {solution.address}: {good} per equal bit, plus {bonus} for a perfect match. Byte {score.address}.",
        f"byte[{score.address}] = {good} * (16 - popcount(a ^ b)) + (a == b ? {bonus} : 0); a = word[{answers.address}], b = word[{solution.address}].",
        f"{score.address} = {good} x equal bits of {answers.address}, {solution.address} (16-bit) + {bonus} if identical",
        f"The sphinx asks sixteen questions; yes is 1. My answers are {answers.address}, hers {solution.address}. Every agreement is worth {good}, and a faultless sheet {bonus} extra. How many points do I get? Write them to {score.address}.",
    )


def nearest_code_word(draw: Drawer) -> Made:
    codes = draw.array(8, draw.one(4, 6, 8, 10))
    heard, result, errors = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, count, place = own("rest"), own("count"), own("place")
    program = (
        put(errors, 9),
        put(place, 0),
        While(
            check(place, "<", codes.length),
            (
                put(rest, toggled(at(codes, place), heard)),
                put(count, 0),
                While(check(rest, "!=", 0), (more(count), put(rest, masked(rest, minus(rest, 1))))),
                when(check(count, "<", errors), put(errors, count), put(result, place)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the code word nearest to the byte {heard.address}: among the {where(codes)}, the one that differs from it in the fewest bits. Its index goes to {result.address} (the first of equals), the number of differing bits to {errors.address}.",
        f"How do I decode by smallest Hamming distance? Received byte {heard.address}, code book {where(codes)}; best index to {result.address}, its distance to {errors.address}, earlier entry on ties.",
        f"byte[{result.address}] = argmin over i < {codes.length} of popcount(c[i] ^ byte[{heard.address}]); byte[{errors.address}] = that minimum; c = bytes at {codes.address}; first minimum wins.",
        f"min hamming distance: {heard.address} vs {where(codes)} -> index {result.address}, distance {errors.address}",
        f"The magic word is mumbled, eight bits at {heard.address}, some of them wrong. The spell book has {codes.length} words ({codes.address} and on, a byte each). Take the spell with the fewest bits to correct, the earlier page if two are equally close: page to {result.address}, corrections to {errors.address}.",
    )


def turned_into_smallest(draw: Drawer) -> Made:
    source, result = draw.variable(8), draw.variable(8)
    largest = draw.maybe(0.4)
    turned = Algorithms(draw).own("turned")
    program = (
        put(turned, source),
        put(result, source),
        Repeat(
            Number(7),
            (
                put(turned, Shifted(Read(turned), "rotate left", 1)),
                when(check(turned, ">" if largest else "<", result), put(result, turned)),
            ),
        ),
    )
    word = "largest" if largest else "smallest"
    return program, (
        f"Write a routine that rotates the byte {source.address} into its {word} form: of the eight values that rotating it by 0 to 7 bits gives, the {word}, unsigned, goes to {result.address}; the source stays.",
        f"How do I normalise a bit ring so that rotations compare equal? {word.capitalize()} of all 8-bit rotations of {source.address} -> {result.address}.",
        f"byte[{result.address}] = {'max' if largest else 'min'}(ror(byte[{source.address}], n) for n = 0..7).",
        f"canonical rotation ({word}) of {source.address} -> {result.address}",
        f"Eight stones in a circle, black ones are set bits of {source.address}. Two circles are the same if one can be turned into the other, so I store the {word} number that turning it can yield, at {result.address}.",
    )


def one_hot_number(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    flags, result = draw.variable(width), draw.variable(8)
    rest = Algorithms(draw).own("rest", width)
    fault = draw.one(0xFF, 0x80)
    program = (
        put(result, fault),
        when(
            Both(check(flags, "!=", 0), check(masked(flags, minus(flags, 1)), "==", 0)),
            put(result, 0),
            put(rest, flags),
            While(Bits(Read(rest), 1, "none"), (more(result), put(rest, shr(rest, 1)))),
        ),
    )
    kind = size(flags)
    return program, (
        f"Write a routine that converts a one-hot code to a number: if exactly one bit of the {kind} {flags.address} is set, its bit number goes to {result.address}; with none or several, ${fault:02X}.",
        f"How do I decode one-hot {flags.address} ({kind})? Bit number to byte {result.address}, ${fault:02X} if it isn't one-hot.",
        f"byte[{result.address}] = popcount(x) == 1 ? log2(x) : ${fault:02X}; x = {kind}[{flags.address}].",
        f"one-hot {flags.address} ({width} bits) -> index {result.address}, invalid ${fault:02X}",
        f"A row of {width} levers ({flags.address}, a bit each) must have precisely one pulled. Then {result.address} is that lever's number from 0; any other state of the levers gives ${fault:02X}.",
    )


RECIPES = (
    gather_even_bits,
    take_masked_bits,
    deal_bits_to_mask,
    rank_below_place,
    place_of_nth_one,
    groups_of_ones,
    in_exactly_two,
    next_gray_value,
    bar_is_sound,
    johnson_step,
    manchester_encode,
    manchester_decode,
    level_changes_at_ones,
    needs_stuffing,
    nibbles_crossed,
    keep_low_by_number,
    quiz_sheet_points,
    nearest_code_word,
    turned_into_smallest,
    one_hot_number,
)
