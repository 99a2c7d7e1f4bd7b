"""Steps of packed data: runs, deltas, dictionaries, flags, nibbles, tokens, offsets, bitmaps, both ways, in WRAM."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Binary, Bits, Each, Half, Here, If, Position, Read, Shifted, Table, While, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def undo_deltas(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    data = draw.array(width, draw.one(8, 12, 16, 24, 32))
    start = draw.variable(width)
    operation = draw.one("add", "xor")
    current = Algorithms(draw).own("current", width)
    step = plus(current, Here(data)) if operation == "add" else toggled(current, Here(data))
    unit = size(data)
    sign = "+" if operation == "add" else "^"
    top = 1 << width
    program = (put(current, start), Each((data,), (put(current, step), put(Here(data), current))))
    how = f"the sum (modulo {top})" if operation == "add" else "the exclusive-or"
    return program, (
        f"Write a routine that decodes differences in place: each of the {where(data)} becomes {how} of itself and the decoded value before it; before the first stands the {unit} {start.address}.",
        f"How do I undo a delta filter? Data: {where(data)}; v = {unit}[{start.address}]; for each: v = v {sign} d, d = v{f', modulo {top}' if operation == 'add' else ''}.",
        f"v = {unit}[{start.address}]; for i < {data.length}: v {sign}= d[i]; d[i] = v; d = {unit}s at {data.address}.",
        f"My heights were stored as changes from one to the next because that packs better. There are {data.length} of them ({unit}s from {data.address}), the starting height is {start.address}. A change is {'added' if operation == 'add' else 'XORed'} to the height before it. Put the real heights where the changes are.",
    )


def make_deltas(draw: Drawer) -> Made:
    data, start = draw.array(8, draw.one(8, 16, 24, 32)), draw.variable(8)
    operation = draw.one("subtract", "xor")
    working = Algorithms(draw)
    before, held = working.own("before"), working.own("held")
    sign = "-" if operation == "subtract" else "^"
    made = Binary(operation, Read(held), Read(before))
    program = (
        put(before, start),
        Each((data,), (put(held, Here(data)), put(Here(data), made), put(before, held))),
    )
    return program, (
        f"Write a routine that encodes the {where(data)} as differences in place: each becomes itself {sign} the original value before it (modulo 256); before the first counts the byte {start.address}.",
        f"How do I delta-encode a buffer before packing? Bytes {data.address}, {data.length} of them; d[i] = old[i] {sign} old[i - 1]; old[-1] = byte[{start.address}]; 8 bits.",
        f"p = byte[{start.address}]; for i < {data.length}: t = d[i]; d[i] = t {sign} p; p = t; d = bytes at {data.address}.",
        f"Waves compress badly, their slopes well. Turn the {data.length} samples at {data.address} into steps: every sample is replaced by what {'it is above' if sign == '-' else 'changes by exclusive-or against'} the sample before (the first one against {start.address}), wrapping bytes.",
    )


def leading_run(draw: Drawer) -> Made:
    data, length = draw.array(8, draw.one(8, 16, 32, 48)), draw.variable(8)
    start = Algorithms(draw).own("first")
    program = (
        put(start, at(data, 0)),
        put(length, Position(data, check(Here(data), "!=", start), data.length)),
    )
    return program, (
        f"Write a routine that measures the run at the beginning of the {where(data)}: how many bytes from the first on equal the first one, without a gap. 1 to {data.length}, to {length.address}.",
        f"How do I find the run length at the start of a buffer? {data.length} bytes at {data.address}. Byte {length.address} = index of the first byte that differs from byte 0, or {data.length} if none does.",
        f"byte[{length.address}] = min i with d[i] != d[0], or {data.length}; d = bytes at {data.address}, i < {data.length}.",
        f"The first step of my run-length packer: {data.length} bytes wait at {data.address}. How often does the first value come in a row? Store that count ({data.length} at most) at {length.address}.",
    )


def count_runs(draw: Drawer) -> Made:
    data, runs = draw.array(8, draw.one(8, 16, 24, 32)), draw.variable(8)
    before = Algorithms(draw).own("before")
    program = (
        put(runs, 1),
        put(before, at(data, 0)),
        Each(
            (data,),
            (when(check(Here(data), "!=", before), more(runs)), put(before, Here(data))),
        ),
    )
    return program, (
        f"Write a routine that counts the runs of equal bytes in the {where(data)} and stores the number (1 to {data.length}) at {runs.address}.",
        f"How many (count, value) pairs would RLE need for {data.length} bytes at {data.address}? Number of maximal runs -> byte {runs.address}.",
        f"byte[{runs.address}] = 1 + #{{0 < i < {data.length} : d[i] != d[i-1]}}, d = bytes at {data.address}.",
        f"Is packing worth it? Every stretch of equal neighbours costs two bytes when packed. Count the stretches in my {data.length} bytes of map ({data.address}); the count goes to {runs.address}.",
    )


def emit_run(draw: Drawer) -> Made:
    output = draw.array(8, draw.one(16, 32, 64))
    place, count, value = draw.variable(8, below=output.length - 1), draw.variable(8), draw.variable(8)
    bits = draw.one(0x80, 0x40, 0)
    length = joined(count, bits) if bits else Read(count)
    program = (
        put(at(output, place), length),
        put(at(output, plus(place, 1)), value),
        put(place, plus(place, 2)),
    )
    mark = f" with the bits ${bits:02X} set" if bits else ""
    mark_formula = f" | ${bits:02X}" if bits else ""
    return program, (
        f"Write a routine that writes a run to the packed buffer of {output.length} bytes at {output.address}: at index byte[{place.address}] (below {output.length - 1}) the byte {count.address}{mark}, then the byte {value.address}; the index rises by 2.",
        f"How do I emit an RLE token? Buffer {output.address} ({output.length} bytes), write index {place.address} < {output.length - 1}; bytes: count {count.address}{mark_formula}, value {value.address}. Then index += 2.",
        f"i = byte[{place.address}] < {output.length - 1}; o[i] = byte[{count.address}]{mark_formula}; o[i + 1] = byte[{value.address}]; byte[{place.address}] = i + 2; o = bytes at {output.address}.",
        f"The packer has found {count.address} times the value {value.address}. A token is the count{mark} and the value. Put it at the writing position {place.address} (never the last byte or beyond) of the {output.length} bytes at {output.address} and move that on.",
    )


def expand_bitmap(draw: Drawer) -> Made:
    flags, output = draw.variable(8), draw.array(8, 8)
    on, off = draw.rng.sample(range(256), 2)
    top = draw.maybe(0.5)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, flags),
        Each(
            (output,),
            (
                put(Here(output), either(Bits(Read(rest), 0x80 if top else 1, "any"), on, off)),
                put(rest, Shifted(Read(rest), "left" if top else "right", 1)),
            ),
        ),
    )
    order = "bit 7 first" if top else "bit 0 first"
    return program, (
        f"Write a routine that unpacks the bits of {flags.address} into 8 bytes at {output.address}, {order}: a 1 gives ${on:02X}, a 0 gives ${off:02X}.",
        f"How do I expand a bitmap byte to cells? byte {flags.address}, {order}; 8 cells at {output.address}: ${on:02X} for 1, ${off:02X} for 0.",
        f"byte[{output.address} + i] = byte[{flags.address}] >> {'(7 - i)' if top else 'i'} & 1 ? ${on:02X} : ${off:02X}, i < 8.",
        f"A line of my level is one byte, {flags.address}: {order}, set for wall and clear for floor. Build the eight map cells at {output.address}, ${on:02X} for wall, ${off:02X} for floor.",
    )


def pack_bitmap(draw: Drawer) -> Made:
    cells, flags = draw.array(8, 8), draw.variable(8)
    wall = draw.rng.randrange(256)
    same = draw.maybe(0.5)
    made = Algorithms(draw).own("made")
    condition = check(Here(cells), "==" if same else ">=", wall if same else max(wall, 1))
    program = (
        put(made, 0),
        Each(
            (cells,),
            (put(made, Shifted(Read(made), "left", 1)), when(condition, more(made))),
        ),
        put(flags, made),
    )
    limit = wall if same else max(wall, 1)
    test = f"is ${limit:02X}" if same else f"is ${limit:02X} or more"
    sign = "==" if same else ">="
    return program, (
        f"Write a routine that packs 8 cells at {cells.address} into the bits of {flags.address}, the first cell in bit 7: 1 where the cell {test}, else 0.",
        f"How do I make a bitmap byte out of {cells.length} bytes from {cells.address}? Bit = cell {sign} ${limit:02X}; first cell leftmost. Byte {flags.address}.",
        f"byte[{flags.address}] = sum of (c[i] {sign} ${limit:02X}) << (7 - i), i < 8, c = bytes at {cells.address}.",
        f"To save eight cells ({cells.address} ff.) in one byte I only keep whether each {test}. The first cell becomes the highest bit of {flags.address}, the eighth the lowest.",
    )


def dictionary_entry(draw: Drawer) -> Made:
    count = draw.one(4, 8, 16)
    table = draw.table(count, 16)
    token, word, literal = draw.variable(8), draw.variable(16), draw.rng.choice((0x80, 0xE0, 0xC0))
    is_entry = check(token, ">=", literal)
    program = (
        If(
            is_entry,
            (put(word, at(table, masked(token, count - 1))),),
            (put(word, Widened(Read(token))),),
        ),
    )
    return program, (
        f"Write a routine that expands a text token: if the byte {token.address} is ${literal:02X} or more, the word {word.address} becomes entry (token & ${count - 1:02X}) of {listed(table)}; otherwise it becomes the token itself with a high byte of 0.",
        f"How do I decode two-letter dictionary codes? Token byte {token.address} >= ${literal:02X}: word {word.address} = dict[token & ${count - 1:02X}], dict = {listed(table)}. Below: word = token, zero-extended.",
        f"t = byte[{token.address}]; word[{word.address}] = t >= ${literal:02X} ? ({listed(table)})[t & ${count - 1:02X}] : t.",
        f"Frequent pairs of letters have codes from ${literal:02X} on in my script; the low bits choose from {listed(table)}. Plain letters are below that. What the code in {token.address} stands for belongs at {word.address} as 16 bits (a plain letter in the low byte, 0 above).",
    )


def split_token(draw: Drawer) -> Made:
    token, kind, length = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(4, 5, 6)
    least = draw.one(1, 1, 2, 3)
    program = (
        put(kind, Shifted(Read(token), "right", bits)),
        put(length, plus(masked(token, (1 << bits) - 1), least)),
    )
    return program, (
        f"Write a routine that takes a command byte of packed data apart: the upper {8 - bits} bits of {token.address} are the command (to {kind.address}), the lower {bits} bits plus {least} the length (to {length.address}).",
        f"How do I read an LZ command byte? {token.address}: command = b >> {bits} -> byte {kind.address}; length = (b & ${(1 << bits) - 1:02X}) + {least} -> byte {length.address}.",
        f"byte[{kind.address}] = byte[{token.address}] >> {bits}; byte[{length.address}] = (byte[{token.address}] & ${(1 << bits) - 1:02X}) + {least}.",
        f"My compressed graphics consist of headers of one byte. The present one is in {token.address}: {8 - bits} bits on top say what to do, {bits} bits how often, {least} being added to that since less makes no sense. Fill {kind.address} and {length.address}.",
    )


def split_long_token(draw: Drawer) -> Made:
    token, distance, length = draw.variable(16), draw.variable(16), draw.variable(8)
    bits = draw.one(10, 11, 12)
    least = draw.one(2, 3)
    program = (
        put(distance, plus(masked(token, (1 << bits) - 1), 1)),
        put(length, plus(Half(Shifted(Read(token), "right", bits), False), least)),
    )
    return program, (
        f"Write a routine that splits a back reference, the word {token.address}: the low {bits} bits plus 1 are the distance (word {distance.address}), the high {16 - bits} bits plus {least} the length (byte {length.address}).",
        f"How do I decode a 16-bit LZ pair? w = word[{token.address}]; distance word {distance.address} = (w & ${(1 << bits) - 1:04X}) + 1; length byte {length.address} = (w >> {bits}) + {least}.",
        f"word[{distance.address}] = (word[{token.address}] & ${(1 << bits) - 1:04X}) + 1; byte[{length.address}] = (word[{token.address}] >> {bits}) + {least}.",
        f"Copies in my packed format take two bytes ({token.address}): from how far back in {bits} bits, 0 meaning one byte, and how many bytes in the rest, where {least} is the least. I need them as {distance.address} (16 bits) and {length.address} (8 bits).",
    )


def build_long_token(draw: Drawer) -> Made:
    bits = draw.one(10, 11, 12)
    distance = draw.variable(16, below=1 << bits)
    length, token = draw.variable(8, below=1 << (16 - bits)), draw.variable(16)
    made = joined(distance, Shifted(Widened(Read(length)), "left", bits))
    return (put(token, made),), (
        f"Write a routine that builds a back reference word at {token.address}: the word {distance.address} (below ${1 << bits:X}) in the low {bits} bits, the byte {length.address} (below {1 << (16 - bits)}) in the high {16 - bits}.",
        f"How do I encode an LZ pair in 16 bits? distance word {distance.address} < ${1 << bits:X}, length byte {length.address} < {1 << (16 - bits)}. Word {token.address} = length << {bits} | distance.",
        f"word[{token.address}] = byte[{length.address}] << {bits} | word[{distance.address}]; distance < ${1 << bits:X}, length < {1 << (16 - bits)}.",
        f"The packer found a repetition: {distance.address} back (word, at most ${(1 << bits) - 1:X}), code {length.address} for its length (byte, at most {(1 << (16 - bits)) - 1}). Combine them, the length in front, for {token.address}.",
    )


def read_nibble_stream(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 16, 32, 64))
    place, value = draw.variable(8, below=2 * data.length), draw.variable(8)
    high_first = draw.maybe(0.5)
    byte = Algorithms(draw).own("byte")
    odd = Bits(Read(place), 1, "none" if high_first else "any")
    program = (
        put(byte, at(data, Shifted(Read(place), "right", 1))),
        If(
            odd,
            (put(value, Shifted(Read(byte), "right", 4)),),
            (put(value, masked(byte, 0x0F)),),
        ),
        more(place),
    )
    order = "high nibble first" if high_first else "low nibble first"
    return program, (
        f"Write a routine that reads nibble number byte[{place.address}] (0 to {2 * data.length - 1}) of the {data.length} bytes at {data.address}, {order} in each byte, stores it (0 to 15) at {value.address}, and raises the number by 1.",
        f"How do I read a stream of 4-bit values? Data {data.address}, {data.length} bytes, {order}; position {place.address} < {2 * data.length} counts nibbles. Value byte {value.address}; then ++position.",
        f"n = byte[{place.address}] < {2 * data.length}; b = byte[{data.address} + n / 2]; byte[{value.address}] = {'n & 1 ? b & $0F : b >> 4' if high_first else 'n & 1 ? b >> 4 : b & $0F'}; byte[{place.address}] = n + 1.",
        f"Notes are packed two to a byte, {order}, in {data.length} bytes from {data.address}. The next one to play is number {place.address} (it never exceeds {2 * data.length - 1}). Fetch it into {value.address} and count the number up.",
    )


def write_nibble(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 16, 32, 64))
    place, value = draw.variable(8, below=2 * data.length), draw.variable(8, below=16)
    spot = at(data, Shifted(Read(place), "right", 1))
    program = (
        If(
            Bits(Read(place), 1, "any"),
            (put(spot, joined(masked(spot, 0x0F), Shifted(Read(value), "left", 4))),),
            (put(spot, joined(masked(spot, 0xF0), value)),),
        ),
    )
    return program, (
        f"Write a routine that stores the 4-bit number {value.address} (0 to 15) as nibble byte[{place.address}] (0 to {2 * data.length - 1}) of the {data.length} bytes at {data.address}: even numbers are the low nibble, odd ones the high nibble of byte number / 2. The other nibble stays.",
        f"How do I write into a nibble array? Array {data.address} ({data.length} bytes), index {place.address} < {2 * data.length}, value {value.address} < 16. Index even: low half; odd: high half.",
        f"n = byte[{place.address}], v = byte[{value.address}]: byte[{data.address} + n / 2] = n & 1 ? (b & $0F) | v << 4 : (b & $F0) | v, b its old value; n < {2 * data.length}, v < 16.",
        f"My chest states need four bits each, so two share a byte ({data.length} bytes from {data.address}; of a pair, the first is in the lower half). Set chest {place.address} (below {2 * data.length}) to {value.address} (below 16), its partner untouched.",
    )


def copy_back_byte(draw: Drawer) -> Made:
    window = draw.array(8, draw.one(16, 32, 64, 128))
    place, distance = draw.variable(8, below=window.length), draw.variable(8)
    mask = window.length - 1
    program = (
        put(at(window, place), at(window, masked(minus(place, distance), mask))),
        put(place, masked(plus(place, 1), mask)),
    )
    return program, (
        f"Write a routine for one step of a sliding-window decoder: in the ring of {window.length} bytes at {window.address}, the byte at (place - distance) modulo {window.length} is copied to the place {place.address} (0 to {mask}), which then moves on by one, cyclically. The distance is the byte {distance.address}.",
        f"How do I copy one byte from an LZ window? Window {window.address}, {window.length} bytes, write index {place.address} < {window.length}, distance {distance.address}. w[i] = w[(i - distance) & ${mask:02X}]; i = (i + 1) & ${mask:02X}.",
        f"i = byte[{place.address}] < {window.length}; w[i] = w[(i - byte[{distance.address}]) & ${mask:02X}]; byte[{place.address}] = (i + 1) & ${mask:02X}; w = bytes at {window.address}.",
        f"The last {window.length} unpacked bytes go round in a buffer at {window.address}. Repeat the one that came {distance.address} places before the writing position {place.address} (under {window.length}) - both ends of the buffer are joined - and advance the position.",
    )


def skip_marked(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 12, 16, 24))
    output = draw.array(8, data.length)
    gap = draw.rng.randrange(256)
    program = (
        Each(
            (data, output),
            (when(check(Here(data), "!=", gap), put(Here(output), Here(data))),),
        ),
    )
    return program, (
        f"Write a routine that applies a patch line: of the {where(data)}, those that are not ${gap:02X} go to the same place of the {output.length} bytes at {output.address}; ${gap:02X} means keep what is there.",
        f"How do I merge a sparse layer into a buffer? Layer {data.address}, buffer {output.address}, {data.length} bytes each; transparent value ${gap:02X}.",
        f"for i < {data.length}: if a[i] != ${gap:02X}: b[i] = a[i]; a = bytes at {data.address}, b = bytes at {output.address}.",
        f"Only changes between two frames are stored: a row of {data.length} bytes ({data.address}) in which ${gap:02X} says 'as before'. Bring the picture row at {output.address} up to date with it.",
    )


def checked_block(draw: Drawer) -> Made:
    data, total = draw.array(8, draw.one(8, 16, 32)), draw.variable(16)
    length = draw.variable(8, below=data.length + 1)
    place = Algorithms(draw).own("place")
    program = (
        put(total, 0),
        put(place, 0),
        While(
            check(place, "<", length),
            (more(total, Widened(Read(at(data, place)))), more(place)),
        ),
    )
    return program, (
        f"Write a routine that adds up the first byte[{length.address}] (0 to {data.length}) of the {data.length} bytes at {data.address}; the 16-bit sum goes to the word {total.address}.",
        f"How do I sum a block of variable length? Bytes from {data.address}; length byte {length.address} <= {data.length}; word {total.address}.",
        f"word[{total.address}] = sum of byte[{data.address} + i], i < byte[{length.address}] <= {data.length}.",
        f"A received packet has {length.address} bytes (up to {data.length}) at {data.address}; 0 is possible. Its control sum, 16 bits wide, is the plain sum of them: store it at {total.address}.",
    )


def delta_nibble(draw: Drawer) -> Made:
    sample, code = draw.variable(8), draw.variable(8)
    steps = Table(
        "StepTable",
        "step",
        tuple(
            n & 0xFF
            for n in draw.one(
                (0, 1, 2, 4, 8, 16, 32, 64, 0, -1, -2, -4, -8, -16, -32, -64),
                (0, 1, 3, 6, 10, 15, 21, 28, -36, -28, -21, -15, -10, -6, -3, -1),
                (0, 1, 2, 3, 5, 8, 13, 21, -34, -21, -13, -8, -5, -3, -2, -1),
            )
        ),
    )
    high = draw.maybe(0.5)
    nibble = Shifted(Read(code), "right", 4) if high else masked(code, 0x0F)
    program = (more(sample, Read(at(steps, nibble))),)
    which = "upper" if high else "lower"
    return program, (
        f"Write a routine that decodes a 4-bit delta: the {which} nibble of {code.address} selects a signed step from {listed(steps)}, which is added to the sample {sample.address} (modulo 256).",
        f"How do I decode DPCM? code = {which} 4 bits of byte {code.address}; sample byte {sample.address} += step[code]; steps {listed(steps)} (two's complement).",
        f"byte[{sample.address}] += ({listed(steps)})[byte[{code.address}] {'>> 4' if high else '& $0F'}] mod 256.",
        f"My voice clips store half a byte per sample: the number of a step. The steps are {listed(steps)}. Take the {which} half of {code.address} and change the last sample, {sample.address}, by its step; 8 bits wrap.",
    )


RECIPES = (
    undo_deltas,
    make_deltas,
    leading_run,
    count_runs,
    emit_run,
    expand_bitmap,
    pack_bitmap,
    dictionary_entry,
    split_token,
    split_long_token,
    build_long_token,
    read_nibble_stream,
    write_nibble,
    copy_back_byte,
    skip_marked,
    checked_block,
    delta_nibble,
)
