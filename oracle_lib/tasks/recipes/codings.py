"""Codings: differences, zigzag, runs, packing, ciphers, check digits, hashes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Expression,
    Field,
    Fill,
    Half,
    Here,
    Number,
    Product,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Statement,
    Stop,
    Table,
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
    less,
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

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def delta_encode(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    samples = draw.array(width)
    own = Algorithms(draw).own
    before, held = own("before", width), own("held", width)
    mixed = draw.maybe(0.3)
    change = (toggled if mixed else minus)(held, before)
    program = (
        put(before, 0),
        Each((samples,), (put(held, Here(samples)), put(Here(samples), change), put(before, held))),
    )
    how, sign = ("XORed with", "^") if mixed else ("reduced by", "-")
    return program, (
        f"Write a routine that encodes the {where(samples)} as differences, in place: each but the first is {how} the one before it (its old value){'' if mixed else f', modulo {1 << width}'}.",
        f"How do I {'XOR' if mixed else 'delta'}-code a buffer? {where(samples)}; first element unchanged, then a[i] {sign}= old a[i - 1].",
        f"for i = {samples.length - 1} down to 1: a[i] = a[i] {sign} a[i - 1]; a: {where(samples)}.",
        f"Smooth data packs better as changes: of the {where(samples)} keep the first and replace every other by {'its XOR with' if mixed else 'how much it is more than'} its predecessor in the original data{'' if mixed else ' (wrapping)'}.",
    )


def delta_decode(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    steps, start = draw.array(width), draw.variable(width)
    level = Algorithms(draw).own("level", width)
    target = draw.array(width, steps.length)
    down = draw.maybe(0.3)
    program = (
        put(level, start),
        Each((steps, target), ((less if down else more)(level, Here(steps)), put(Here(target), level))),
    )
    sign, word = ("-", "subtracting") if down else ("+", "adding")
    return program, (
        f"Write a routine that decodes differences: start with the {size(start)} {start.address}, keep {word} the {where(steps)} one after another, and write each intermediate result (modulo {1 << width}) to the list at {target.address}.",
        f"How do I undo delta coding with a start value? Deltas: {where(steps)}; start: {size(start)} {start.address}; out: {steps.length} {size(start)}s at {target.address}; out[i] = out[i - 1] {sign} d[i].",
        f"v = {size(start)}[{start.address}]; for i < {steps.length}: v = v {sign} d[i]; out[i] = v; d: {where(steps)}; out = {size(start)}s at {target.address}.",
        f"A track is stored as the {where(steps)}, its {'falls' if down else 'rises'} from point to point. The height before the first is {start.address} ({size(start)}). Draw the profile: the heights after each step go to {target.address}, {steps.length} {size(start)}s.",
    )


def zigzag_encode(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    number, code = draw.variable(width, signed=True), draw.variable(width)
    program = (
        put(code, Shifted(Read(number), "left", 1)),
        when(check(number, "<", 0, signed=True), put(code, Unary("not", Read(code)))),
    )
    return program, (
        f"Write a routine that maps the signed {size(number)} {number.address} to an unsigned one at {code.address} in zigzag order: 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...",
        f"How do I zigzag-encode a two's complement {size(number)}? n at {number.address}: 2n if n >= 0, else -2n - 1. Result {size(code)} {code.address}.",
        f"{size(code)}[{code.address}] = (n << 1) ^ (n < 0 ? -1 : 0), n = int{width}[{number.address}].",
        f"Small changes, up or down, should get small codes. The change is {number.address} (signed, {size(number)}). Not negative: code = double it. Negative: code = double its amount, minus 1. Code to {code.address}, {size(code)}.",
    )


def zigzag_decode(draw: Drawer) -> Made:
    codes = draw.array(draw.one(8, 16))
    width = codes.width
    held = Algorithms(draw).own("held", width)
    program = (
        Each(
            (codes,),
            (
                put(held, Shifted(Read(Here(codes)), "right", 1)),
                when(Bits(Read(Here(codes)), 1, "any"), put(held, Unary("not", Read(held)))),
                put(Here(codes), held),
            ),
        ),
    )
    return program, (
        f"Write a routine that decodes the {where(codes)} from zigzag form in place: an even code c means c / 2, an odd one -(c + 1) / 2 (two's complement).",
        f"How do I undo zigzag coding for an array? {where(codes)}; 0, 1, 2, 3, 4 ... -> 0, -1, 1, -2, 2 ...",
        f"for each c of the {where(codes)}: c = (c >> 1) ^ -(c & 1), {width} bits.",
        f"The recorded moves ({where(codes)}) have their sign in the lowest bit. Turn each into two's complement: halve it (unsigned, rounded down), and if it was odd, invert all bits of that.",
    )


def run_lengths(draw: Drawer) -> Made:
    pixels = draw.array(8, draw.one(4, 6, 8, 12, 16))
    counts, number = draw.array(8, pixels.length), draw.variable(8)
    own = Algorithms(draw).own
    before, place = own("before"), own("place")
    program = (
        Fill(counts, Number(0)),
        put(place, 0),
        put(before, at(pixels, 0)),
        Each(
            (pixels,),
            (
                when(check(Here(pixels), "!=", before), more(place), put(before, Here(pixels))),
                more(at(counts, place)),
            ),
        ),
        put(number, plus(place, 1)),
    )
    return program, (
        f"Write a routine that measures the runs of equal neighbours in the {where(pixels)}: lengths in order to the {counts.length} bytes at {counts.address} (the unused ones become 0), number of runs to {number.address}.",
        f"How do I get run lengths? Input: {where(pixels)}. Clear {counts.length} bytes at {counts.address}, then entry k = length of run k; count of runs -> byte {number.address}.",
        f"c[0..{counts.length - 1}] = 0; k = 0; for i < {pixels.length}: if i > 0 and a[i] != a[i - 1]: ++k; ++c[k]; byte[{number.address}] = k + 1; a = bytes at {pixels.address}, c = bytes at {counts.address}.",
        f"Knitting instructions: the row has {pixels.length} stitches ({pixels.address}, a byte each). List how many of one colour come in a row, then how many of the next, and so on, from {counts.address} ({counts.length} bytes, rest 0). {number.address} gets how many entries that are.",
    )


def expand_runs(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(8, 12, 16, 20, 24))
    count, symbol = draw.variable(8), draw.variable(8)
    cursor = draw.variable(8, below=target.length + 1)
    left = Algorithms(draw).own("left")
    program = (
        put(left, count),
        While(
            check(left, "!=", 0),
            (
                when(check(cursor, "==", target.length), Stop()),
                put(at(target, cursor), symbol),
                more(cursor),
                less(left),
            ),
        ),
    )
    return program, (
        f"Write a routine that writes one run: byte[{count.address}] copies of the byte {symbol.address} into the {target.length}-byte buffer at {target.address}, beginning at index byte[{cursor.address}] (0 to {target.length}), which moves on with each copy. Stop when the buffer is full; the count byte stays.",
        f"How do I output a run-length token without overrunning? Buffer {target.address}, {target.length} bytes; write position {cursor.address} (<= {target.length}); length {count.address}; value {symbol.address}. Extra copies are dropped.",
        f"for k = byte[{count.address}]; k > 0 and p < {target.length}; --k: out[p++] = byte[{symbol.address}]; p = byte[{cursor.address}] (kept there, <= {target.length}); out = bytes at {target.address}.",
        f"Draw {count.address} tiles of kind {symbol.address} into the line of {target.length} tiles at {target.address}. The pen stands at column {cursor.address}, at most {target.length}, and is left behind the last tile drawn. At the line's end the rest is cut off.",
    )


def pack_fours(draw: Drawer) -> Made:
    count = draw.one(4, 8)
    bits = 2 if count == 4 else 1
    values = draw.array(8, count)
    packed = draw.variable(8)
    first_high = draw.maybe(0.5)
    part = masked(Here(values), (1 << bits) - 1)
    if first_high:
        step: Statement = put(packed, joined(Shifted(Read(packed), "left", bits), part))
    else:
        step = put(packed, joined(Shifted(Read(packed), "right", bits), Shifted(part, "left", 8 - bits)))
    program = (put(packed, 0), Each((values,), (step,)))
    ends = "highest" if first_high else "lowest"
    bit_word = "bits" if bits > 1 else "bit"
    return program, (
        f"Write a routine that packs the low {bits} {bit_word} of each of the {where(values)} into the byte {packed.address}, the first one's in the {ends} place.",
        f"How do I pack {count} {bits}-bit numbers into a byte? Numbers: low {bit_word} of the {where(values)}; the first goes to the {ends} {bit_word} of {packed.address}, the others follow.",
        f"byte[{packed.address}] = sum over k < {count} of (a[k] & {(1 << bits) - 1}) << {bits}{' * (' + str(count - 1) + ' - k)' if first_high else ' * k'}; a = bytes at {values.address}.",
        f"To save room in the save file, {count} settings with {1 << bits} choices each (bytes from {values.address}, only the low {bit_word} count{'s' * (bits == 1)}) shall share {packed.address}; setting 0 sits {'at the top' if first_high else 'at the bottom'}.",
    )


def unpack_twos(draw: Drawer) -> Made:
    packed = draw.variable(draw.one(8, 16))
    bits = draw.one(1, 2, 4)
    count = packed.width // bits
    values = draw.array(8, count)
    rest = Algorithms(draw).own("rest", packed.width)
    low: Expression = masked(rest, (1 << bits) - 1)
    if packed.width == 16:
        low = Half(low, high=False)
    program = (
        put(rest, packed),
        Each((values,), (put(Here(values), low), put(rest, Shifted(Read(rest), "right", bits)))),
    )
    return program, (
        f"Write a routine that unpacks the {size(packed)} {packed.address} into {count} numbers of {bits} bit{'s' * (bits > 1)}, lowest bits first, a byte each from {values.address}.",
        f"How do I split a {size(packed)} into {bits}-bit fields? Source {packed.address} (kept); {count} bytes at {values.address}, field 0 (the lowest) first.",
        f"byte[{values.address} + k] = {size(packed)}[{packed.address}] >> {bits} * k & {(1 << bits) - 1} for k < {count}.",
        f"A password word is made of {count} symbols with {bits} bit{'s' * (bits > 1)} each, in {packed.address} ({size(packed)}). Lay them out one per byte at {values.address}, starting with the least significant.",
    )


def base32_symbol(draw: Drawer) -> Made:
    packed, place = draw.variable(16), draw.variable(8)
    low = draw.one(0, 5, 10)
    digits = draw.one(0x30, 0xB0)
    letters = digits + 0x11
    held = Algorithms(draw).own("held")
    program = (
        put(held, Half(Field(Read(packed), low, 5), high=False)),
        put(place, either(check(held, "<", 26), plus(held, letters), plus(held, digits + 2 - 26))),
    )
    return program, (
        f"Write a routine that makes a base 32 character of bits {low} to {low + 4} of the word {packed.address}: 0-25 become the letters ${letters:02X}-${letters + 25:02X}, 26-31 the digits ${digits + 2:02X}-${digits + 7:02X}. It goes to {place.address}.",
        f"How do I encode five bits as one password letter (A-Z, 2-7)? v = word {packed.address} >> {low} & 31; v < 26: ${letters:02X} + v, else ${digits + 2:02X} + v - 26. Byte {place.address}.",
        f"v = (word[{packed.address}] >> {low}) & 31; byte[{place.address}] = v < 26 ? v + ${letters:02X} : v + ${digits + 2 - 26:02X}.",
        f"My passwords use 32 signs: A to Z (${letters:02X} and up) for 0 to 25, then the digits 2 to 7 (${digits + 2:02X} to ${digits + 7:02X}). Show the five bits from bit {low} up of {packed.address} (a word) as such a sign in {place.address}.",
    )


def xor_with_key(draw: Drawer) -> Made:
    message = draw.array(8, draw.one(6, 8, 12, 16, 20))
    key = draw.array(8, draw.one(2, 3, 4, 5))
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, 0),
        Each(
            (message,),
            (
                put(Here(message), toggled(Here(message), at(key, spot))),
                more(spot),
                when(check(spot, "==", key.length), put(spot, 0)),
            ),
        ),
    )
    return program, (
        f"Write a routine that encrypts the {where(message)} by XOR with the repeated key of {key.length} bytes at {key.address}.",
        f"How do I XOR a buffer with a {key.length}-byte key? Buffer: {where(message)}, in place; key: {key.length} bytes from {key.address}, starting over after its last byte.",
        f"for i < {message.length}: a[i] ^= k[i % {key.length}]; a = bytes at {message.address}, k = bytes at {key.address}.",
        f"The secret letter ({message.length} bytes at {message.address}) is locked with a word of {key.length} letters at {key.address}: letter by letter exclusive-or, the word again and again. The same routine opens it.",
    )


def chained_cipher(draw: Drawer) -> Made:
    message = draw.array(8, draw.one(4, 6, 8, 12, 16))
    seed = draw.variable(8)
    own = Algorithms(draw).own
    feedback, held = own("feedback"), own("held")
    decode = draw.maybe(0.5)
    if decode:
        steps: tuple[Statement, ...] = (
            put(held, Here(message)),
            put(Here(message), minus(held, feedback)),
            put(feedback, held),
        )
    else:
        steps = (put(Here(message), plus(Here(message), feedback)), put(feedback, Here(message)))
    program = (put(feedback, seed), Each((message,), steps))
    verb, formula = (
        ("decrypts", "old = a[i]; a[i] = a[i] - f; f = old") if decode else ("encrypts", "a[i] = a[i] + f; f = a[i]")
    )
    text = (
        "subtract from each byte the encrypted byte before it"
        if decode
        else "add to each byte the encrypted byte before it"
    )
    return program, (
        f"Write a routine that {verb} the {where(message)} in place: {text}, from the first one the key byte {seed.address}; modulo 256.".replace(
            "from the first one", "from the first one" if decode else "to the first one"
        ),
        f"How do I do a simple chained cipher, {verb[:-1]}ing? Data: {where(message)}; start value {seed.address}; {text} (for the first, the start value), wrapping.",
        f"f = byte[{seed.address}]; for i < {message.length}: {formula} (bytes, mod 256); a = bytes at {message.address}.",
        f"Spies pass on {message.length} bytes at {message.address}. The code word is {seed.address}. {'To read them' if decode else 'To hide them'}, {text}; the very first has the code word before it. Bytes overflow silently.",
    )


def substitute(draw: Drawer) -> Made:
    message = draw.one(draw.slots, draw.records)(8)[0]
    order = list(range(16))
    draw.rng.shuffle(order)
    box = Table("SubstitutionTable", "substitute", tuple(order))
    high = draw.maybe(0.5)
    if high:
        made = joined(
            masked(Here(message), 0x0F), Shifted(Read(at(box, Shifted(Read(Here(message)), "right", 4))), "left", 4)
        )
    else:
        made = joined(masked(Here(message), 0xF0), at(box, masked(Here(message), 0x0F)))
    held = Algorithms(draw).own("held")
    program = (Each((message,), (put(held, made), put(Here(message), held))),)
    nibble, other = ("high", "low") if high else ("low", "high")
    return program, (
        f"Write a routine that replaces the {nibble} nibble n of each of the {where(message)} by entry n of its own table {listed(box)}; the {other} nibble stays.",
        f"How do I run nibbles through a substitution table? Bytes: {where(message)}; {nibble} nibbles only; table (0 to 15): {listed(box)}.",
        f"for each b of the {where(message)}: {'b = t[b >> 4] << 4 | b & 15' if high else 'b = b & $F0 | t[b & 15]'}; t = {listed(box)}.",
        f"A scrambled save: in each of the {where(message)} the {nibble} half (0 to 15) has to be exchanged for the number at that place of this list: {listed(box)}. Leave the {other} half alone.",
    )


def check_digit(draw: Drawer) -> Made:
    digits, result = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    own = Algorithms(draw).own
    weight, total = own("weight"), own("total", 16)
    first, second = draw.one((1, 3), (3, 1), (2, 1), (1, 2), (7, 3))
    program = (
        put(weight, first),
        put(total, 0),
        Each(
            (digits,),
            (
                more(total, Product(masked(Here(digits), 0x0F), Read(weight))),
                put(weight, toggled(weight, first ^ second)),
            ),
        ),
        put(result, Half(Quotient(Read(total), Number(10), remainder=True), high=False)),
    )
    return program, (
        f"Write a routine that computes a check digit: multiply the low nibbles of the {where(digits)} by {first}, {second}, {first}, {second} ... in turn, add the products up, and store the sum modulo 10 at {result.address}.",
        f"How do I make an EAN-like check sum? Digits: low 4 bits of the {where(digits)}; weights alternate {first}, {second}; sum % 10 to byte {result.address} (sum in 16 bits).",
        f"byte[{result.address}] = sum((a[i] & 15) * (i % 2 ? {second} : {first}) for i < {digits.length}) % 10; a = bytes at {digits.address}.",
        f"The bank of the kingdom prints {digits.length} figures on its bills ({digits.address}, a byte each, only the low half counts) and one for control: the 1st, 3rd ... times {first}, the 2nd, 4th ... times {second}, all added, of the sum the last decimal digit. Write it to {result.address}.",
    )


def hash_to_bucket(draw: Drawer) -> Made:
    name, bucket = draw.array(8, draw.one(3, 4, 6, 8)), draw.variable(8)
    factor, buckets = draw.one(3, 5, 17, 33), draw.one(8, 16, 32)
    held = Algorithms(draw).own("hash")
    program = (
        put(held, 0),
        Each((name,), (put(held, plus(Scaled(Read(held), factor), Here(name))),)),
        put(bucket, masked(toggled(held, Shifted(Read(held), "right", 4)), buckets - 1)),
    )
    return program, (
        f"Write a routine that hashes the {where(name)} into one of {buckets} buckets: h = h * {factor} + byte (8 bits, from 0) over all bytes, then (h xor (h >> 4)) & {buckets - 1} to {bucket.address}.",
        f"How do I get a bucket number for a name? Name: {where(name)}; h = {factor} * h + c mod 256, start 0; bucket = (h ^ h >> 4) mod {buckets}, stored at byte {bucket.address}.",
        f"h = 0; for c in the {where(name)}: h = (h * {factor} + c) & $FF; byte[{bucket.address}] = (h ^ (h >> 4)) & ${buckets - 1:02X}.",
        f"The librarian has {buckets} shelves. A title of {name.length} bytes ({name.address}) belongs on the shelf found so: start with 0, for each byte multiply by {factor} and add the byte (keeping 8 bits); mix the high nibble into the low one by XOR and take the lowest {buckets.bit_length() - 1} bits. Shelf to {bucket.address}.",
    )


def end_around_sum(draw: Drawer) -> Made:
    data, result = draw.array(8), draw.variable(8)
    own = Algorithms(draw).own
    total, before = own("total"), own("before")
    program = (
        put(total, 0),
        Each(
            (data,),
            (put(before, total), more(total, Here(data)), when(check(total, "<", before), more(total))),
        ),
        put(result, Unary("not", Read(total))),
    )
    return program, (
        f"Write a routine that computes an 8-bit ones' complement checksum of the {where(data)}: add them up, and whenever a sum overflows 8 bits add 1; store the inverse of the final sum at {result.address}.",
        f"How do I do an Internet-style checksum in bytes? Data: {where(data)}; s += b with end-around carry, from 0; byte {result.address} = ~s.",
        f"s = 0; for b in the {where(data)}: s += b; if s > 255: s = (s & $FF) + 1; byte[{result.address}] = s ^ $FF.",
        f"Packets between my two consoles have {data.length} bytes ({data.address}). Their seal: the sum where each carry is added back in at the low end, then all bits flipped. Put it in {result.address}.",
    )


RECIPES = (
    delta_encode,
    delta_decode,
    zigzag_encode,
    zigzag_decode,
    run_lengths,
    expand_runs,
    pack_fours,
    unpack_twos,
    base32_symbol,
    xor_with_key,
    chained_cipher,
    substitute,
    check_digit,
    hash_to_bucket,
    end_around_sum,
)
