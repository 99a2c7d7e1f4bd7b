"""Packed data read and written: runs, literals, back references, bit flags, nibbles, planes, sizes and checks."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Either,
    Field,
    Half,
    Here,
    If,
    Joined,
    Number,
    Read,
    Repeat,
    Shifted,
    Stop,
    Table,
    Unary,
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
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def flags_choose_literals(draw: Drawer) -> Made:
    packed, plain = draw.array(8, 8), draw.array(8, 8)
    flags, filler, used = draw.variable(8), draw.variable(8), draw.variable(8)
    high_first = draw.maybe(0.5)
    own = Algorithms(draw).own
    rest, place = own("rest"), own("place")
    top = 0x80 if high_first else 1
    program = (
        put(rest, flags),
        put(place, 0),
        Each(
            (plain,),
            (
                If(
                    Bits(Read(rest), top, "any"),
                    (put(Here(plain), at(packed, place)), more(place)),
                    (put(Here(plain), filler),),
                ),
                put(rest, Shifted(Read(rest), "left" if high_first else "right", 1)),
            ),
        ),
        put(used, place),
    )
    order = "from bit 7 down" if high_first else "from bit 0 up"
    return program, (
        f"Unpack eight bytes to {plain.address}: for each bit of {flags.address}, {order}, a 1 takes the next byte of the stream at {packed.address}, a 0 the byte {filler.address}. The number of stream bytes used goes to {used.address}.",
        f"Flag byte {flags.address} ({order}): 1 = literal from {packed.address}, 0 = byte {filler.address}; 8 outputs at {plain.address}, literals used -> {used.address}.",
        f"for n in 0..7: o[n] = bit {'7 - n' if high_first else 'n'} of f ? *s++ : z; f {flags.address}, s {packed.address}, z = byte[{filler.address}], o {plain.address}; consumed -> byte {used.address}.",
        f"My tiles are mostly one colour, so eight bytes are stored as a mask and only those bytes that differ from the usual one. The mask is in {flags.address} and is read {order}; the usual byte is in {filler.address}, the others lie one after another from {packed.address}. Restore the eight bytes at {plain.address} and say in {used.address} how many were taken from the stream.",
    )


def flags_made_of_literals(draw: Drawer) -> Made:
    plain, packed = draw.array(8, 8), draw.array(8, 8)
    flags, filler, used = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    mask, place = own("mask"), own("place")
    program = (
        put(mask, 0),
        put(place, 0),
        Each(
            (plain,),
            (
                put(mask, Shifted(Read(mask), "left", 1)),
                when(
                    check(Here(plain), "!=", filler),
                    put(at(packed, place), Here(plain)),
                    more(place),
                    put(mask, joined(mask, 1)),
                ),
            ),
        ),
        put(flags, mask),
        put(used, place),
    )
    return program, (
        f"Pack the eight bytes at {plain.address}: those that differ from byte[{filler.address}] go one after another to {packed.address}, and {flags.address} gets a bit for each of the eight, the first in bit 7, 1 for stored. Number stored: {used.address}.",
        f"f = bits (b[i] != z), b[0] highest; stored bytes in order -> {packed.address}; b = 8 bytes {plain.address}, z = byte[{filler.address}]; f -> {flags.address}, count -> {used.address}.",
        f"8-byte sparse pack: {plain.address} vs filler {filler.address} -> mask {flags.address} (MSB first), literals {packed.address}, how many {used.address}.",
        f"To keep rooms small in SRAM I leave out bytes that have the room's usual value ({filler.address}). For eight bytes from {plain.address} write the unusual ones without gaps to {packed.address}, and in {flags.address} which ones they are, first byte in the highest bit. How long did the list get? -> {used.address}.",
    )


def copy_from_behind(draw: Drawer) -> Made:
    out = draw.array(8, draw.one(16, 24, 32))
    place, distance, count = draw.variable(8, below=out.length), draw.variable(8), draw.variable(8, below=12)
    source = Algorithms(draw).own("source")
    program = (
        when(
            Both(check(distance, "!=", 0), check(distance, "<=", place)),
            put(source, minus(place, distance)),
            Repeat(
                Read(count),
                (
                    when(
                        check(place, "<", out.length),
                        put(at(out, place), at(out, source)),
                        more(place),
                        more(source),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Do one back reference of an LZ decoder: in the buffer of {out.length} bytes at {out.address}, copy byte[{count.address}] bytes (below 12) from byte[{distance.address}] bytes before the write position byte[{place.address}] to the position, one by one from the front, so that copied bytes may be copied again. The position moves along; nothing is written behind the buffer. A distance of 0 or larger than the position does nothing.",
        f"if 0 < d <= p: repeat n times while p < {out.length}: o[p] = o[p - d], ++p. o {out.address}, p {place.address} (< {out.length} at first), d {distance.address}, n {count.address} (< 12).",
        f"LZ match: output {out.address} ({out.length}), position {place.address}, distance {distance.address}, length {count.address} (0-11); overlapping allowed, clip at the end, ignore d = 0 and d > position; update the position.",
        f"The unpacker has met a reference: go back {distance.address} bytes from where the output stands ({place.address}, an index into the {out.length} bytes from {out.address}) and repeat {count.address} bytes, fewer than 12, from there. With a short distance this makes a pattern, since freshly written bytes are read again. Stop at the buffer's end, leave the new index in {place.address}, and take no notice of references that reach back before the buffer or nowhere (0).",
    )


def match_length(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(12, 16, 24))
    one, two, result = draw.variable(8, below=data.length), draw.variable(8, below=data.length), draw.variable(8)
    most = draw.one(3, 4, 6, 8)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(result, 0),
        put(first, one),
        put(second, two),
        While(
            Both(
                check(result, "<", most),
                Both(check(first, "<", data.length), check(second, "<", data.length)),
            ),
            (
                when(check(at(data, first), "!=", at(data, second)), Stop()),
                more(first),
                more(second),
                more(result),
            ),
        ),
    )
    return program, (
        f"How many bytes agree from two places on? In the {data.length} bytes at {data.address} compare from index byte[{one.address}] and from index byte[{two.address}] (both inside) until two bytes differ, one index leaves the data, or {most} agree. Store the number at {result.address}.",
        f"byte[{result.address}] = largest n <= {most} with d[a..a+n-1] == d[b..b+n-1] inside {where(data)}; a byte {one.address}, b byte {two.address}, both < {data.length}.",
        f"Match length for a packer: window {data.address} ({data.length} bytes), positions {one.address} and {two.address}; limit {most}; -> {result.address}.",
        f"My compressor runs on the console itself. For a candidate at place {one.address} of the {data.length} bytes from {data.address} and the place to be coded, {two.address}, find out how many following bytes (these two included) are pairwise the same. At most {most} can be coded, and neither may run out of the data. Result: {result.address}.",
    )


def runs_of_words(draw: Drawer) -> Made:
    size_out = draw.one(4, 6, 8)
    packed, plain = draw.array(16, size_out), draw.array(16, size_out)
    own = Algorithms(draw).own
    read = replace(own("read place"), below=size_out + 1)
    write = replace(own("write place"), below=size_out + 1)
    left, held = own("left"), own("word", 16)
    bits, used = draw.one(2, 3), draw.variable(8)
    low = (1 << (16 - bits)) - 1
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(write, "<", size_out),
            (
                put(held, at(packed, read)),
                more(read),
                put(left, plus(Half(Shifted(Read(held), "right", 16 - bits), False), 1)),
                put(held, masked(held, low)),
                While(
                    Both(check(left, "!=", 0), check(write, "<", size_out)),
                    (put(at(plain, write), held), more(write), less(left)),
                ),
            ),
        ),
        put(used, read),
    )
    return program, (
        f"Expand runs of words: each word from {packed.address} on has in its top {bits} bits a count minus 1 and in the others (which become the top bits' zeros) the value to write that often. Fill the {size_out} words at {plain.address}, cutting the last run; the number of words read goes to {used.address}.",
        f"while out < {size_out}: w = *s++; write w & ${low:04X} (w >> {16 - bits}) + 1 times (clipped). s words {packed.address}, out words {plain.address}, words consumed -> byte {used.address}.",
        f"Word RLE {packed.address} -> {plain.address}: {16 - bits}-bit value, {bits}-bit count - 1 on top; exactly {size_out} words out; input words used -> {used.address}.",
        f"A tilemap row is packed word by word: the low {16 - bits} bits are the entry (no entry needs more), and the {bits} bits above tell how many more times it comes. Unpack a row of {size_out} entries, from {packed.address} to {plain.address}, with clear upper bits and without writing beyond the row. {used.address} shall hold how many packed words that took.",
    )


def nibble_codes_with_escape(draw: Drawer) -> Made:
    size_out = draw.one(4, 6, 8)
    packed, plain = draw.array(8, 2 * size_out), draw.array(8, size_out)
    codes = Table("CommonTable", "common byte", tuple(draw.rng.sample(range(256), 16)))
    place = Algorithms(draw).own("place")
    escape = draw.one(0xF0, 0xE0)
    program = (
        put(place, 0),
        Each(
            (plain,),
            (
                If(
                    check(at(packed, place), ">=", escape),
                    (more(place), put(Here(plain), at(packed, place))),
                    (put(Here(plain), at(codes, masked(at(packed, place), 15))),),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Decode {size_out} bytes to {plain.address} from {packed.address}: a code of ${escape:02X} or more is followed by the byte itself; of a lower code the low nibble picks one of {listed(codes)}.",
        f"c = *s++; o = c >= ${escape:02X} ? *s++ : T[c & 15]; {size_out} outputs at {plain.address}; s {packed.address}; T = {listed(codes)}.",
        f"Dictionary of 16 with escape (${escape:02X}-$FF = literal follows): {packed.address} -> {plain.address}, {size_out} bytes. Dictionary by the code's low four bits: {listed(codes)}.",
        f"The sixteen commonest bytes of my script are {listed(codes)}. In the packed script ({packed.address}) such a byte is given by its place in this list, in the lower half of a byte under ${escape:02X} (the upper half is noise). Anything rarer is preceded by some byte of ${escape:02X} or above. Unpack the next {size_out} script bytes to {plain.address}.",
    )


def take_bits_from_stream(draw: Drawer) -> Made:
    stream = draw.array(8, draw.one(4, 6, 8))
    position, value_out = draw.variable(8, below=8 * (stream.length - 1)), draw.variable(8)
    count = draw.one(3, 4, 5, 6)
    own = Algorithms(draw).own
    pair, byte = own("pair", 16), replace(own("byte"), below=stream.length - 1)
    shift = own("shift")
    program = (
        put(byte, Shifted(Read(position), "right", 3)),
        put(pair, Joined(Read(at(stream, byte)), Read(at(stream, plus(byte, 1))))),
        put(shift, masked(position, 7)),
        Repeat(Read(shift), (put(pair, Shifted(Read(pair), "left", 1)),)),
        put(value_out, Half(Shifted(Read(pair), "right", 16 - count), False)),
        more(position, count),
    )
    last = 8 * (stream.length - 1) - 1
    return program, (
        f"Read the next {count} bits of the stream at {stream.address} ({stream.length} bytes, highest bit of a byte first) from bit position byte[{position.address}] (0 to {last}) on, as a number, to {value_out.address}. The position grows by {count}.",
        f"byte[{value_out.address}] = bits p..p+{count - 1} of {stream.address} (MSB first); p += {count}; p = byte[{position.address}] <= {last}.",
        f"getbits({count}): stream {where(stream)}, big-endian bit order, bit cursor {position.address} (max {last}), result {value_out.address}.",
        f"Monster data are packed without regard to bytes: {count} bits a value, the upper bits of a byte first. The stream is at {stream.address}, {stream.length} bytes, and {position.address} counts the bits already read, which leaves at least one whole byte behind the one we're in (it is {last} at most). Get the next value into {value_out.address} and count its bits as read.",
    )


def put_bits_in_stream(draw: Drawer) -> Made:
    stream = draw.array(8, draw.one(3, 4, 6))
    position, given = draw.variable(8, below=8 * stream.length), draw.variable(8)
    count = draw.one(2, 3, 4, 5)
    masks = Table("BitTable", "bit", (0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1))
    own = Algorithms(draw).own
    rest, byte, bit = own("rest"), own("byte"), own("bit")
    program = (
        put(rest, Shifted(Read(given), "left", 8 - count)),
        Repeat(
            Number(count),
            (
                when(
                    check(position, "<", 8 * stream.length),
                    put(byte, Shifted(Read(position), "right", 3)),
                    put(bit, at(masks, masked(position, 7))),
                    If(
                        Bits(Read(rest), 0x80, "any"),
                        (put(at(stream, byte), joined(at(stream, byte), bit)),),
                        (put(at(stream, byte), masked(at(stream, byte), Unary("not", Read(bit)))),),
                    ),
                    more(position),
                ),
                put(rest, Shifted(Read(rest), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Append the low {count} bits of {given.address}, highest of them first, to the bit stream at {stream.address} ({stream.length} bytes; bit 7 of the first byte is bit position 0) at position byte[{position.address}] (below {8 * stream.length}), which moves on. Bits beyond the last byte are dropped and the position stays there.",
        f"putbits({count}): value {given.address}, MSB first, stream {where(stream)}, cursor {position.address} (0-{8 * stream.length - 1}); each bit sets or clears; stop advancing at {8 * stream.length}.",
        f"for k = {count - 1}..0: if p < {8 * stream.length}: bit p of s = v >> k & 1, ++p. s = {stream.length} bytes {stream.address}, bit 0 of the stream = $80 of byte 0; v byte {given.address}, p byte {position.address}.",
        f"A password is built of small numbers, {count} bits each, one after another in {stream.length} bytes at {stream.address}, filled from each byte's top bit. {position.address} says how many bits are there (fewer than {8 * stream.length}). Add the number in {given.address}, of which only {count} bits are looked at, the most significant one first, overwriting whatever the bits were. When the bytes are full, the rest of the number is lost.",
    )


def delta_with_escape(draw: Drawer) -> Made:
    size_out = draw.one(4, 6, 8)
    packed, plain = draw.array(8, 2 * size_out), draw.array(16, size_out)
    start = draw.variable(16)
    own = Algorithms(draw).own
    place, held, low = own("place"), own("value", 16), own("low")
    program = (
        put(place, 0),
        put(held, start),
        Each(
            (plain,),
            (
                If(
                    check(at(packed, place), "==", 0x80),
                    (more(place), put(low, at(packed, place)), put(held, Joined(Half(Read(held), True), Read(low)))),
                    (more(held, Widened(Read(at(packed, place)), signed=True)),),
                ),
                more(place),
                put(Here(plain), held),
            ),
        ),
    )
    return program, (
        f"Decode {size_out} words to {plain.address} from the bytes at {packed.address}, starting with word[{start.address}]: a byte is a signed difference to the word before (the start for the first); but $80 means that the byte after it replaces the low byte of the word before.",
        f"v = word[{start.address}]; per output: b = *s++; b == $80 ? v.low = *s++ : v += signed(b); store v. {size_out} words {plain.address}, s {packed.address}.",
        f"Word deltas {packed.address} -> {plain.address} ({size_out} words), initial value {start.address}; signed bytes, escape $80 + new low byte (high byte kept).",
        f"The height of the ground is packed as changes: {size_out} heights, 16 bits each, are wanted at {plain.address}. The height in front of the first one stands in {start.address}. From {packed.address} on, one byte says how much it goes up or (negative) down; only $80 is special: then the lower byte of the height is simply set to the byte that follows, its upper byte staying the same.",
    )


def checksum_while_copying(draw: Drawer) -> Made:
    packed = draw.array(8, draw.one(4, 8, 12, 16))
    plain, key = draw.array(8, packed.length), draw.variable(8)
    expected = draw.variable(8)
    own = Algorithms(draw).own
    total, now = own("sum"), own("byte")
    step = draw.one(0x1D, 0x35, 7, 0x4B)
    program = (
        put(total, 0),
        Each(
            (packed, plain),
            (
                put(now, toggled(Here(packed), key)),
                put(Here(plain), now),
                more(total, now),
                more(key, step),
            ),
        ),
        put(expected, total),
    )
    return program, (
        f"Decrypt {packed.length} bytes at {packed.address} to {plain.address}: each is xor-ed with byte[{key.address}], which then grows by ${step:02X} (wrapping). The sum of the decrypted bytes, modulo 256, goes to {expected.address}; the key stays as it is after the last byte.",
        f"for i < {packed.length}: o[i] = s[i] ^ k; t += o[i]; k += ${step:02X}. s {packed.address}, o {plain.address}, k = byte[{key.address}] (updated), t (from 0) -> byte {expected.address}.",
        f"Rolling-key xor {packed.address} -> {plain.address}, {packed.length} bytes, key {key.address} += ${step:02X} per byte; plain sum -> {expected.address}.",
        f"To keep the ending secret its text is encrypted in the ROM and a piece of it, {packed.length} bytes, has been copied to {packed.address}. Exclusive-or each byte with the running key in {key.address} and then add ${step:02X} to the key; the result belongs at {plain.address}. Add up the plain bytes meanwhile and leave the 8-bit sum in {expected.address}.",
    )


def planes_from_rows(draw: Drawer) -> Made:
    pixels = draw.array(8, 8)
    low, high, mask = draw.variable(8), draw.variable(8), draw.variable(8)
    transparent = draw.one(0, 0, 3)
    program = (
        put(low, 0),
        put(high, 0),
        put(mask, 0),
        Each(
            (pixels,),
            (
                put(low, joined(Shifted(Read(low), "left", 1), masked(Here(pixels), 1))),
                put(high, joined(Shifted(Read(high), "left", 1), Field(Read(Here(pixels)), 1, 1))),
                put(mask, Shifted(Read(mask), "left", 1)),
                when(check(masked(Here(pixels), 3), "!=", transparent), put(mask, joined(mask, 1))),
            ),
        ),
    )
    return program, (
        f"Make a 2bpp tile row of eight pixels (bytes at {pixels.address}, only bits 0 and 1 count, leftmost first): plane 0 to {low.address}, plane 1 to {high.address}, leftmost pixel in bit 7; {mask.address} gets a 1 bit, in the same order, for every pixel whose colour isn't {transparent}.",
        f"8 pixels {pixels.address} (& 3) -> bitplanes {low.address}, {high.address} and mask (colour != {transparent}) {mask.address}; first pixel = MSB.",
        f"byte[{low.address}], byte[{high.address}], byte[{mask.address}] = bits p & 1, p >> 1 & 1, (p & 3) != {transparent} for p in 8 bytes {pixels.address}, MSB first.",
        f"The player may draw a face in my game. The drawing has a byte per pixel, and a row's eight pixels from {pixels.address} on (colours 0-3, ignore the other bits) must become two bitplane bytes for the console, {low.address} and {high.address}. I also need a byte at {mask.address} with ones where the row isn't see-through, see-through being colour {transparent}. The left pixel is always the highest bit.",
    )


def longest_run_for_rle(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 12, 16, 24))
    start, run, worth = draw.variable(8, below=data.length), draw.variable(8), draw.variable(8)
    most, least = draw.one(8, 16, 31), draw.one(3, 4)
    place = Algorithms(draw).own("place")
    program = (
        put(run, 0),
        put(place, start),
        While(
            check(place, "<", data.length),
            (
                when(
                    Either(check(at(data, place), "!=", at(data, start)), check(run, "==", most)),
                    Stop(),
                ),
                more(run),
                more(place),
            ),
        ),
        put(worth, either(check(run, ">=", least), 1, 0)),
    )
    return program, (
        f"For an RLE packer: how long is the run of equal bytes that starts at index byte[{start.address}] (inside) of the {where(data)}? Count at most {most}, and not beyond the end. Length to {run.address}; {worth.address} becomes 1 if it is at least {least}, else 0.",
        f"n = length of equal run from d[s], <= {most}, inside {where(data)}; byte[{run.address}] = n; byte[{worth.address}] = n >= {least}. s = byte[{start.address}] < {data.length}.",
        f"Run length at position {start.address} of {data.address} ({data.length} bytes), limit {most} -> {run.address}; worth coding (>= {least}) 1/0 -> {worth.address}.",
        f"Saving a drawing I compress on the fly. Position {start.address} of the {data.length} bytes from {data.address} is next (it exists). How often does its byte come in a row from there, itself included? A count goes up to {most} in my format. I need the count in {run.address} and, in {worth.address}, whether a run code pays, which it does from {least} on (1 yes, 0 no).",
    )


def interleaved_to_planar(draw: Drawer) -> Made:
    half = draw.one(4, 8, 12)
    mixed = draw.array(16, half)
    one, two = draw.array(8, half), draw.array(8, half)
    last = draw.variable(8)
    own = Algorithms(draw).own
    before = own("previous")
    program = (
        put(before, last),
        Each(
            (mixed, one, two),
            (
                put(Here(one), Half(Read(Here(mixed)), False)),
                more(before, Half(Read(Here(mixed)), True)),
                put(Here(two), before),
            ),
        ),
        put(last, before),
    )
    return program, (
        f"Unpack {half} words at {mixed.address} into two byte lists: the low bytes to {one.address} as they are; the high bytes are differences, so the list at {two.address} gets running sums (modulo 256), starting from byte[{last.address}], which ends up as the last sum.",
        f"a[i] = w[i] & $FF; s += w[i] >> 8; b[i] = s; {half} words {mixed.address}; a {one.address}, b {two.address}, s = byte[{last.address}] (updated).",
        f"{half} pairs {mixed.address}: low byte literal -> {one.address}, high byte delta -> accumulated in {last.address} -> {two.address}.",
        f"A recorded ride has {half} samples of two bytes at {mixed.address}: first the picture, then how much the speed changed. For playing it back I want the pictures alone at {one.address} and the speeds themselves at {two.address}. The speed before the first sample is in {last.address}, where the final speed must be afterwards; speeds are bytes and wrap.",
    )


RECIPES = (
    flags_choose_literals,
    flags_made_of_literals,
    copy_from_behind,
    match_length,
    runs_of_words,
    nibble_codes_with_escape,
    take_bits_from_stream,
    put_bits_in_stream,
    delta_with_escape,
    checksum_while_copying,
    planes_from_rows,
    longest_run_for_rle,
    interleaved_to_planar,
)
