"""Packed data: run-lengths in several forms, bit streams, trees, pairs, windows, predictions, rows from above."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Field,
    Here,
    If,
    Read,
    Repeat,
    Scaled,
    Shifted,
    Table,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def expand_zero_runs(draw: Drawer) -> Made:
    size_out = draw.one(6, 8, 10, 12)
    packed, plain = draw.array(8, 2 * size_out), draw.array(8, size_out)
    own = Algorithms(draw).own
    read, write, left = own("read place"), own("write place"), own("left")
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(write, "<", size_out),
            (
                If(
                    check(at(packed, read), "!=", 0),
                    (put(at(plain, write), at(packed, read)), more(write)),
                    (
                        more(read),
                        put(left, plus(masked(at(packed, read), 7), 1)),
                        While(
                            Both(check(left, "!=", 0), check(write, "<", size_out)),
                            (put(at(plain, write), 0), more(write), less(left)),
                        ),
                    ),
                ),
                more(read),
            ),
        ),
    )
    return program, (
        f"Unpack data in which only zeros are run-length coded: from {packed.address} on, a byte other than 0 stands for itself; a 0 is followed by a byte whose low three bits plus 1 tell how many zeros to write. Stop when the {size_out} bytes at {plain.address} are filled, in the middle of a run if need be.",
        f"Zero-RLE: {packed.address} -> {plain.address}, {size_out} bytes of output. b != 0: literal; 0, n: (n & 7) + 1 zeros, cut off at the end of the output.",
        f"How do I decode sparse map data? Source {packed.address} (at most {2 * size_out} bytes are needed), target {plain.address}, {size_out} bytes. Nonzero: copy. Zero: the next byte & 7, plus 1, is the count of zeros; never write beyond the target.",
        f"My dungeon rows are mostly empty, so a run of zeros is stored as 0 and (count - 1) in bits 0-2 of the byte after it (its other bits are garbage). Everything else is stored plainly. Restore one row of {size_out} bytes at {plain.address} from the stream at {packed.address}; a run that is longer than the row has room is cut.",
    )


def expand_marked_repeats(draw: Drawer) -> Made:
    size_out, bits = draw.one(6, 8, 10, 12), draw.one(2, 3)
    packed, plain = draw.array(8, 2 * size_out), draw.array(8, size_out)
    own = Algorithms(draw).own
    read, write, left = own("read place"), own("write place"), own("left")
    most = (1 << bits) - 1
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(write, "<", size_out),
            (
                put(left, 1),
                when(
                    check(at(packed, read), ">=", 0x80),
                    put(left, plus(masked(at(packed, read), most), 2)),
                    more(read),
                ),
                While(
                    Both(check(left, "!=", 0), check(write, "<", size_out)),
                    (put(at(plain, write), at(packed, read)), more(write), less(left)),
                ),
                more(read),
            ),
        ),
    )
    return program, (
        f"Decode a run-length stream at {packed.address} until {size_out} bytes are written at {plain.address}: a byte below $80 is written as it is; a byte of $80 or more is a count, its low {bits} bits plus 2, for the byte behind it, whatever that is. Do not write past the {size_out} bytes.",
        f"b < $80: out b. b >= $80: out next byte (b & {most}) + 2 times. src {packed.address}, dst {plain.address}, exactly {size_out} bytes out.",
        f"How do I expand RLE with the repeat mark in bit 7? Input {packed.address}, output {plain.address} ({size_out} bytes, last run clipped). Repeats: 2 + the low {bits} bits; the repeated byte follows and may itself be $80 or higher.",
        f"The title picture's line ({size_out} tiles, to {plain.address}) is stored at {packed.address} like this: a tile number under $80 means that tile once; anything else tells by its low {bits} bits how often, minus two, the number that comes next is to be drawn. Tiles beyond the line's end get lost.",
    )


def expand_literal_groups(draw: Drawer) -> Made:
    size_out = draw.one(6, 8, 10, 12)
    packed, plain = draw.array(8, 2 * size_out), draw.array(8, size_out)
    own = Algorithms(draw).own
    read, write, left, repeated = own("read place"), own("write place"), own("left"), own("repeated")
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(write, "<", size_out),
            (
                put(repeated, masked(at(packed, read), 0x80)),
                put(left, plus(masked(at(packed, read), 3), 1)),
                more(read),
                While(
                    Both(check(left, "!=", 0), check(write, "<", size_out)),
                    (
                        put(at(plain, write), at(packed, read)),
                        more(write),
                        less(left),
                        when(check(repeated, "==", 0), more(read)),
                    ),
                ),
                when(check(repeated, "!=", 0), more(read)),
            ),
        ),
    )
    return program, (
        f"Decompress PackBits-like data from {packed.address} to {plain.address} until {size_out} bytes are out: each head byte has a count, (head & 3) + 1. With bit 7 set the one byte behind it is repeated so often; with bit 7 clear so many bytes are copied. Then comes the next head. The last group is cut at the end of the output.",
        f"h = *s++; n = (h & 3) + 1; h & $80 ? repeat *s++ n times : copy n bytes. s = {packed.address}, d = {plain.address}, stop after {size_out} output bytes.",
        f"How do I write a decoder with literal and repeat groups? Head: bit 7 = repeat, bits 0-1 = count - 1, others unused. Data {packed.address}, result {plain.address}, {size_out} bytes and not one more.",
        f"Portraits: a portrait's {size_out} bytes at {plain.address} come from a packed stream at {packed.address}. The stream's groups start with a control byte: top bit 0, that's how many raw bytes follow; top bit 1, that's how many times the single following byte is used; the number is the lowest two bits and one. Stop as soon as the portrait is complete.",
    )


def expand_count_and_color(draw: Drawer) -> Made:
    size_out = draw.one(8, 10, 12, 16)
    packed, pixels = draw.array(8, size_out), draw.array(8, size_out)
    own = Algorithms(draw).own
    read, write, left = own("read place"), own("write place"), own("left")
    swapped = draw.maybe(0.4)
    count, color = ("low", "high") if swapped else ("high", "low")
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(write, "<", size_out),
            (
                put(left, plus(Field(Read(at(packed, read)), 0 if swapped else 4, 4), 1)),
                While(
                    Both(check(left, "!=", 0), check(write, "<", size_out)),
                    (
                        put(at(pixels, write), Field(Read(at(packed, read)), 4 if swapped else 0, 4)),
                        more(write),
                        less(left),
                    ),
                ),
                more(read),
            ),
        ),
    )
    return program, (
        f"Expand nibble runs: each byte from {packed.address} on says in its {count} nibble how many times minus 1 the value in its {color} nibble is written (as a byte). Fill the {size_out} bytes at {pixels.address}, cutting the last run.",
        f"for b in {packed.address}...: write b.{color} (b.{count} + 1) times, until {size_out} bytes at {pixels.address} are full. ({color}/{count} = nibbles)",
        f"How do I unpack 4-bit RLE, one byte a run ({count} nibble: length - 1, {color} nibble: value)? {packed.address} -> {pixels.address}, {size_out} values, a byte each, clipped.",
        f"A line of {size_out} pixels is to be drawn into {pixels.address}, a byte a pixel. It is stored from {packed.address} on as runs: the {color} half of a byte is the color (0-15), the {count} half the run's length less one. Stop at the line's end.",
    )


def fill_rising(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(16, 20, 24, 32))
    start, first, count = draw.variable(8, below=target.length), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, held, left = own("place"), own("value"), own("left")
    step = draw.one(1, 1, 1, 2, 0xFF)
    program = (
        put(place, start),
        put(held, first),
        put(left, count),
        While(
            Both(check(left, "!=", 0), check(place, "<", target.length)),
            (put(at(target, place), held), more(place), more(held, step), less(left)),
        ),
    )
    rises = {1: "1 more", 2: "2 more", 0xFF: "1 less"}[step]
    return program, (
        f"Write a run of changing bytes: beginning at index byte[{start.address}] (below {target.length}) of the {where(target)}, byte[{count.address}] bytes, the first with the value of {first.address}, each further one {rises} than the one before (modulo 256). Nothing is written behind the array.",
        f"for i < n: if s + i < {target.length}: t[s + i] = v {'-' if step == 0xFF else '+'} {'2 * ' if step == 2 else ''}i. t {target.address}, s {start.address} (< {target.length}), n {count.address}, v {first.address}; bytes, values wrap.",
        f"How do I do the 'increasing fill' of a decompressor? Output {where(target)}, position {start.address} (inside it), count {count.address}, first value {first.address}; each byte is {rises}. Clip at the end of the output.",
        f"A strip of {count.address} tiles whose numbers follow each other ({rises} each time, from {first.address}, wrapping at $FF/$00) is to be put into the tile buffer {target.address} at place {start.address}, which lies in the buffer of {target.length} bytes. What does not fit is dropped; 0 tiles are nothing.",
    )


def fill_with_pair(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(12, 16, 20, 24))
    one, two, count = draw.variable(8), draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            Both(check(place, "<", count), check(place, "<", target.length)),
            (
                put(at(target, place), either(Bits(Read(place), 1, "any"), two, one)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Fill the first byte[{count.address}] bytes at {target.address} (at most {target.length} of them, even if the count is higher) alternately with byte[{one.address}] and byte[{two.address}], beginning with the former.",
        f"t[i] = i & 1 ? [{two.address}] : [{one.address}] for i < min([{count.address}], {target.length}); t = {target.address}, bytes.",
        f"How do I do a 'word fill' that may end after an odd number of bytes? Two bytes {one.address}, {two.address} in turn to {target.address}; {count.address} bytes in all, limited to {target.length}.",
        f"Checkered floor: {count.address} tiles from {target.address} on, tile {one.address}, tile {two.address}, and again. The row has room for {target.length}; a larger count is treated as {target.length}, 0 draws none.",
    )


def window_run(draw: Drawer) -> Made:
    length = draw.one(8, 16, 32)
    window = draw.array(8, length)
    position, back, count = draw.variable(8, below=length), draw.variable(8), draw.variable(8, below=length)
    place = Algorithms(draw).own("source place")
    program = (
        put(place, masked(minus(position, back), length - 1)),
        Repeat(
            Read(count),
            (
                put(at(window, position), at(window, place)),
                put(position, masked(plus(position, 1), length - 1)),
                put(place, masked(plus(place, 1), length - 1)),
            ),
        ),
    )
    return program, (
        f"Copy a match inside an LZ window of {length} bytes at {window.address} that wraps around: byte[{count.address}] bytes (below {length}), one by one, from byte[{back.address}] places before the write position byte[{position.address}] (0 to {length - 1}) to the write position. Both places go on modulo {length}, and the write position is left behind the last byte. Source and target may overlap.",
        f"s = (w - d) & {length - 1}; n times: win[w] = win[s], w = (w + 1) & {length - 1}, s = (s + 1) & {length - 1}. w {position.address} (< {length}, updated), d {back.address}, n {count.address} (< {length}), win {window.address}.",
        f"How do I repeat earlier output of a ring buffer? Ring {window.address}, {length} bytes; write index {position.address} (valid); distance {back.address} modulo {length}; length {count.address}, at most {length - 1}. Byte after byte, so that short distances repeat; update the index.",
        f"LZSS back reference: window {window.address} (size {length}, circular), cursor {position.address}, distance {back.address}, length {count.address}. Cursor and length stay below {length}. Emit the bytes at the cursor and advance it, wrapping.",
    )


def ones_before_zero(draw: Drawer) -> Made:
    stream = draw.array(8, draw.one(4, 8))
    position, result = draw.variable(8, below=8 * stream.length), draw.variable(8)
    top, most = 8 * stream.length, draw.one(3, 4, 6)
    masks = Table("MaskTable", "mask", tuple(1 << place for place in range(8)))
    set_bit = check(masked(at(stream, Shifted(Read(position), "right", 3)), at(masks, masked(position, 7))), "!=", 0)
    ahead = put(position, masked(plus(position, 1), top - 1))
    program = (
        put(result, 0),
        While(
            Both(check(result, "<", most), set_bit),
            (more(result), ahead),
        ),
        when(check(result, "<", most), ahead),
    )
    return program, (
        f"Read a unary number from the bits of the {where(stream)} (lowest bit of each byte first): count 1 bits from bit byte[{position.address}] (below {top}) on until a 0, which is consumed too, or until {most} ones were read, after which no 0 follows. The count goes to {result.address}; the position moves behind what was read, from {top - 1} to 0.",
        f"n = 0; while n < {most} and bit(p): ++n, ++p; if n < {most}: ++p. p mod {top} in {position.address}; bit(p) = s[p >> 3] >> (p & 7) & 1, s {stream.address}; n -> {result.address}.",
        f"How do I decode truncated unary, limit {most}? Bits LSB first in {stream.length} bytes at {stream.address}, cyclic, cursor {position.address} (0-{top - 1}, advanced). Ones before the ending zero -> {result.address}; {most} ones have no zero behind them.",
        f"The rarity of a drop is coded as a row of 1 bits with a 0 behind it (rarity {most}: {most} ones and nothing behind). The bits are in {stream.length} bytes at {stream.address}, counted from each byte's lowest; {position.address} (under {top}) is the number of the next. Get the rarity into {result.address} and leave the next bit's number in {position.address}; after bit {top - 1} comes bit 0.",
    )


def read_seven_bit_groups(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(4, 8, 12))
    place, number = draw.variable(8, below=data.length - 1), draw.variable(16)
    program = (
        put(number, Widened(masked(at(data, place), 0x7F))),
        when(
            check(at(data, place), ">=", 0x80),
            more(place),
            put(number, joined(Shifted(Read(number), "left", 7), Widened(masked(at(data, place), 0x7F)))),
        ),
        more(place),
    )
    return program, (
        f"Read a number of one or two bytes at index byte[{place.address}] (at most {data.length - 2}) of the data at {data.address}: seven bits a byte, the higher ones first; if the first byte has bit 7 set, a second one follows, whose bit 7 is ignored. Store the number as a word at {number.address} and the index of what comes behind it at {place.address}.",
        f"MIDI-style length, at most two bytes: b = d[i++]; v = b & $7F; if b & $80: v = v << 7 | d[i++] & $7F. d {data.address}, i {place.address} (<= {data.length - 2}, updated), v word {number.address}.",
        f"How do I decode a variable-length quantity (big end first, 1-2 bytes)? Bytes from {data.address}, index {place.address} (0 to {data.length - 2}) moves on; 14-bit result, a word, to {number.address}.",
        f"Delays in my music data are short or long: under $80 the byte is the delay; otherwise its lower seven bits are the upper half of a 14-bit delay and the lower seven bits of the byte behind are the rest. Data {data.address}, cursor {place.address} (no more than {data.length - 2}). Delay to {number.address} (16 bits), cursor past it.",
    )


def straight_line_prediction(draw: Drawer) -> Made:
    errors = draw.array(8, draw.one(5, 6, 8, 10))
    values = draw.array(8, errors.length)
    own = Algorithms(draw).own
    before, current, following = own("before"), own("current"), own("following")
    program = (
        put(before, 0),
        put(current, 0),
        Each(
            (errors, values),
            (
                put(following, plus(minus(Scaled(Read(current), 2), before), Here(errors))),
                put(before, current),
                put(current, following),
                put(Here(values), current),
            ),
        ),
    )
    return program, (
        f"Decode the {where(errors)} into {values.address}: each value is what a straight line through the two values before it would give, plus the coded byte (modulo 256). Before the first value there are two zeros.",
        f"x[i] = 2 * x[i-1] - x[i-2] + e[i], x[-1] = x[-2] = 0, bytes wrap. e {errors.address}, x {values.address}, {errors.length} of them.",
        f"How do I undo second-order delta coding? {errors.length} bytes {errors.address} -> {values.address}; prediction = last + (last - one before), start 0, 0; add the stored correction.",
        f"A path is stored as accelerations: {errors.length} bytes at {errors.address}. The speed, 0 at first, changes by each of them, and the position, 0 at first, by the new speed each time. Write the positions to {values.address}; everything is modulo 256.",
    )


def front_list_decode(draw: Drawer) -> Made:
    symbols = draw.array(8, draw.one(4, 6, 8, 10))
    code, result = draw.variable(8, below=symbols.length), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(result, at(symbols, code)),
        put(place, code),
        While(
            check(place, "!=", 0),
            (put(at(symbols, place), at(symbols, minus(place, 1))), less(place)),
        ),
        put(at(symbols, 0), result),
    )
    return program, (
        f"Decode one move-to-front code: the symbol at index byte[{code.address}] (below {symbols.length}) of the {where(symbols)} goes to {result.address} and to the front of the list; those that were before it move up by one index.",
        f"s = l[c]; l[1..c] = l[0..c - 1]; l[0] = s; byte[{result.address}] = s. l: {where(symbols)}; c: {code.address} < {symbols.length}.",
        f"How do I decode MTF? Symbol list {symbols.address} ({symbols.length} bytes), code {code.address} (in range), symbol out {result.address}; update the list.",
        f"My text packer writes, for each letter, where it stands in a list of the {symbols.length} latest letters ({symbols.address}), then puts that letter in front. Undo one step: the place is {code.address} (0 to {symbols.length - 1}); the letter goes to {result.address}, and the list changes the same way.",
    )


def front_list_encode(draw: Drawer) -> Made:
    symbols = draw.array(8, draw.one(4, 6, 8))
    symbol, code = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    last = symbols.length - 1
    program = (
        put(place, 0),
        While(
            Both(check(place, "<", last), check(at(symbols, place), "!=", symbol)),
            (more(place),),
        ),
        put(code, place),
        While(
            check(place, "!=", 0),
            (put(at(symbols, place), at(symbols, minus(place, 1))), less(place)),
        ),
        put(at(symbols, 0), symbol),
    )
    return program, (
        f"Move-to-front with replacement: look byte[{symbol.address}] up in the {where(symbols)}. Its first index, or {last} if it is not there, goes to {code.address}; then the entries before that index move up by one (overwriting what stands there) and the byte is put first.",
        f"i = min(first index of x in l, {last}); byte[{code.address}] = i; l[1..i] = l[0..i - 1]; l[0] = x. l {where(symbols)}, x {symbol.address}; not found: i = {last}.",
        f"How do I update a small cache by recency? {symbols.length} entries {symbols.address}; used key {symbol.address}. Hit at i: it moves to the front. Miss: the last one drops out and the key comes in front. {code.address} = i, for a miss {last}.",
        f"The {symbols.length} most recent towns stand at {symbols.address}, newest first. I arrive at town {symbol.address}: it becomes the newest, leaving its old place, or pushing the oldest one out if it was not listed. Tell me the old place in {code.address} ({last} if it was not listed or was last).",
    )


def walk_code_tree(draw: Drawer) -> Made:
    zeros = draw.array(8, draw.one(4, 8))
    ones = draw.array(8, zeros.length)
    bits, leaf = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    node, left = own("node"), own("left")
    program = (
        put(node, 0),
        put(left, 8),
        While(
            Both(check(node, "<", 0x80), check(left, "!=", 0)),
            (
                put(node, masked(node, zeros.length - 1)),
                put(node, either(Bits(Read(bits), 0x80, "any"), at(ones, node), at(zeros, node))),
                put(bits, Shifted(Read(bits), "left", 1)),
                less(left),
            ),
        ),
        put(leaf, either(check(node, ">=", 0x80), masked(node, 0x7F), 0xFF)),
    )
    return program, (
        f"Decode a symbol with a code tree: from node 0, take the top bit of {bits.address} (shifting that byte left) and go to the child in the {where(zeros)} for a 0 or in those from {ones.address} for a 1, index node & {zeros.length - 1}. A child of $80 or more is a leaf: store its low seven bits at {leaf.address}. If no leaf was met after 8 bits, store $FF. {bits.address} keeps the bits that were not used, at its top.",
        f"n = 0; up to 8 times while n < $80: n = (b & $80 ? one : zero)[n & {zeros.length - 1}], b <<= 1. byte[{leaf.address}] = n >= $80 ? n & $7F : $FF. b {bits.address} (stays shifted), zero {zeros.address}, one {ones.address}.",
        f"How do I walk a Huffman tree? Children by bit: 0 -> {zeros.address} + n, 1 -> {ones.address} + n, n = node & {zeros.length - 1}, root 0; >= $80 is a leaf (symbol = & $7F). Bits come from the top of {bits.address}, which is shifted as they are used, 8 at most; no leaf: $FF. Symbol {leaf.address}.",
        f"An oracle asks yes-no questions: after question q comes entry q & {zeros.length - 1} of the list {zeros.address} on a no and of {ones.address} on a yes; an entry from $80 on is the answer, in its low seven bits. The replies are the bits of {bits.address}, first one on top; shift each one out. Start with question 0, ask eight at most. The answer, or $FF, to {leaf.address}.",
    )


def squeeze_pairs(draw: Drawer) -> Made:
    text = draw.array(8, draw.one(6, 8, 10, 12))
    first, second, token, length = (draw.variable(8) for _ in range(4))
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    last = text.length - 1
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(read, "<", text.length),
            (
                If(
                    Both(
                        check(read, "<", last),
                        Both(
                            check(at(text, read), "==", first),
                            check(at(text, plus(read, 1)), "==", second),
                        ),
                    ),
                    (put(at(text, write), token), more(read)),
                    (put(at(text, write), at(text, read)),),
                ),
                more(read),
                more(write),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"Replace, from left to right, each pair byte[{first.address}], byte[{second.address}] of neighbours among the {where(text)} by the single byte[{token.address}], closing up the rest, and store the new number of bytes at {length.address}. A byte can belong to one pair only; what lies behind the new end stays.",
        f"Byte-pair encoding step, in place: '[{first.address}][{second.address}]' -> '[{token.address}]' in {text.length} bytes at {text.address}; new length to {length.address}; greedy from the left, tail untouched.",
        f"How do I substitute a token for two letters? Text {where(text)}; letters {first.address} and {second.address}; token {token.address}. Shorten the text in place, no overlap of matches, length -> {length.address}; bytes past the new end keep their values.",
        f"My dictionary has an entry for the two-letter sequence {first.address} {second.address}: code {token.address}. Compress the {text.length}-letter line at {text.address} with it where it stands and tell in {length.address} how long it became. In 'aaa' with entry 'aa' only the first two are taken. No need to clear the old letters after the end.",
    )


def expand_letter_pairs(draw: Drawer) -> Made:
    tokens = draw.array(8, draw.one(4, 6, 8))
    out = draw.array(8, 2 * tokens.length)
    length = draw.variable(8)
    count = draw.one(4, 8)
    firsts, seconds = draw.table(count), draw.table(count)
    own = Algorithms(draw).own
    held, write = own("token"), own("write place")
    index = masked(held, count - 1)
    program = (
        put(write, 0),
        Each(
            (tokens,),
            (
                put(held, Here(tokens)),
                when(
                    check(held, ">=", 0x80),
                    put(at(out, write), at(firsts, index)),
                    more(write),
                    put(held, at(seconds, index)),
                ),
                put(at(out, write), held),
                more(write),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"Expand a line of {tokens.length} codes at {tokens.address} to {out.address}: a code below $80 is a letter; any other stands for two letters, entry (code & {count - 1}) of {listed(firsts)} and of {listed(seconds)}. The number of letters written goes to {length.address}.",
        f"c < $80: [c], else [A[c & {count - 1}], B[c & {count - 1}]]. A = {listed(firsts)}; B = {listed(seconds)}. {tokens.length} codes {tokens.address} -> {out.address}, length {length.address}.",
        f"How do I decode two-letter dictionary codes? {where(tokens)} in, {out.address} out, count out {length.address}. Codes from $80 up index both tables with their low {count.bit_length() - 1} bits: first letters {listed(firsts)}, second letters {listed(seconds)}; codes under $80 are literal.",
        f"Messages are DTE compressed. Letters of the {count} pairs: {listed(firsts)} (left), {listed(seconds)} (right); a code with bit 7 uses pair code & {count - 1}, a code without is itself. Unpack {tokens.length} codes from {tokens.address} into {out.address}, without end mark, and give the text length in {length.address}.",
    )


def rows_from_above(draw: Drawer) -> Made:
    columns, rows = draw.one((4, 4), (4, 6), (8, 4), (4, 8))
    source, picture = draw.array(8, columns * rows), draw.array(8, columns * rows)
    repeats = draw.variable(8)
    own = Algorithms(draw).own
    read, write, marks = own("read place"), own("write place"), own("marks")
    program = (
        put(read, 0),
        put(write, 0),
        put(marks, repeats),
        While(
            check(write, "<", columns * rows),
            (
                If(
                    Both(Bits(Read(marks), 1, "any"), check(write, ">=", columns)),
                    (put(at(picture, write), at(picture, minus(write, columns))),),
                    (put(at(picture, write), at(source, read)), more(read)),
                ),
                more(write),
                when(
                    check(masked(write, columns - 1), "==", 0),
                    put(marks, Shifted(Read(marks), "right", 1)),
                ),
            ),
        ),
    )
    return program, (
        f"Rebuild {rows} rows of {columns} bytes at {picture.address}: row r repeats the row above it if bit r of {repeats.address} is set, otherwise its {columns} bytes are the next ones of the stream at {source.address}. The top row (r = 0) always comes from the stream.",
        f"for r < {rows}: row[r] = (r > 0 and m >> r & 1) ? row[r - 1] : next {columns} bytes of {source.address}. rows at {picture.address}, m = byte {repeats.address}.",
        f"How do I undo 'same as the line above' compression? {rows} lines of {columns} bytes to {picture.address}; flags, bit 0 for the top line (ignored there), in {repeats.address}; new lines are stored one behind the other from {source.address}.",
        f"Curtains: most of a window's {rows} lines ({columns} tiles each, {picture.address}) look like the line before. Bit n of {repeats.address} set: copy line n - 1 to line n. Clear, or line 0: take {columns} more tiles from {source.address}.",
    )


RECIPES = (
    expand_zero_runs,
    expand_marked_repeats,
    expand_literal_groups,
    expand_count_and_color,
    fill_rising,
    fill_with_pair,
    window_run,
    ones_before_zero,
    read_seven_bit_groups,
    straight_line_prediction,
    front_list_decode,
    front_list_encode,
    walk_code_tree,
    squeeze_pairs,
    expand_letter_pairs,
    rows_from_above,
)
