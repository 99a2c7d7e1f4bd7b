"""Bytes and words together: narrowed, widened, packed, shared out, under conditions on the other kind."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Half,
    Here,
    If,
    Joined,
    Product,
    Read,
    Saturating,
    Scaled,
    Set,
    Shifted,
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
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def word_into_byte(draw: Drawer) -> Made:
    word, byte, lost = draw.variable(16), draw.variable(8), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    program = (
        If(
            check(word, ">", 0xFF),
            (put(byte, 0xFF), put(lost, joined(lost, bit))),
            (put(byte, Half(Read(word), False)),),
        ),
    )
    return program, (
        f"Write a routine that stores the word {word.address} in the byte {byte.address}: as it is if it is at most 255; otherwise the byte becomes 255 and mask ${bit:02X} is set in {lost.address} (whose other bits stay).",
        f"Narrow a 16-bit value to 8 bits with saturation? Word {word.address} -> byte {byte.address}, max 255; overflow also sets bit {bit.bit_length() - 1} of {lost.address}, which is sticky.",
        f"byte[{byte.address}] = min(word[{word.address}], 255); if it was > 255: byte[{lost.address}] |= ${bit:02X}.",
        f"The status line has room for a byte ({byte.address}), the real number is a word ({word.address}, unsigned). Too large a number is shown as 255, and then I want to know about it: bit {bit.bit_length() - 1} in {lost.address} on. Nobody turns that off here.",
    )


def speed_from_distance(draw: Drawer) -> Made:
    here, there, speed = draw.variable(16), draw.variable(16), draw.variable(8)
    most = draw.one(127, 64, 32, 16)
    gap = Algorithms(draw).own("gap", 16)
    program = (
        put(gap, minus(there, here)),
        when(check(gap, ">", most, True), put(gap, most)),
        when(check(gap, "<", -most, True), put(gap, -most)),
        put(speed, Half(Read(gap), False)),
    )
    return program, (
        f"Write a routine that makes a signed byte of a distance: the word {there.address} minus the word {here.address}, taken as a signed 16-bit number, is limited to -{most} to {most} and stored in the byte {speed.address}.",
        f"Clamp a 16-bit difference to a signed 8-bit speed? d = word {there.address} - word {here.address} (two's complement), clamp to +-{most}, low byte to {speed.address}.",
        f"byte[{speed.address}] = clamp((s16)(word[{there.address}] - word[{here.address}]), -{most}, {most}).",
        f"The drone flies straight to its goal, but never faster than {most} either way. Goal {there.address}, drone {here.address}, two bytes each; how far it moves this frame goes into the signed byte {speed.address}. The difference is to be read as signed.",
    )


def normalise_word(draw: Drawer) -> Made:
    word, mantissa, exponent = draw.variable(16), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, word),
        put(exponent, 0),
        While(check(rest, ">", 0xFF), (put(rest, Shifted(Read(rest), "right", 1)), more(exponent))),
        put(mantissa, Half(Read(rest), False)),
    )
    return program, (
        f"Write a routine that squeezes the word {word.address} into a byte and an exponent: it is halved (unsigned, rounded down) until it is at most 255. What is left goes to {mantissa.address}, the number of halvings to {exponent.address}. The word itself stays.",
        f"16 bits to an 8-bit mantissa with exponent? word {word.address}; shift right while > 255, counting; mantissa byte {mantissa.address}, count byte {exponent.address}.",
        f"m = word[{word.address}], e = 0; while m > 255: m >>= 1, e += 1; byte[{mantissa.address}] = m; byte[{exponent.address}] = e.",
        f"For the record table I keep only the leading eight bits of a score and how far it was shifted. The score is {word.address}, 16 bits, to be left alone; leading bits to {mantissa.address}, shifts to {exponent.address}, and a score below 256 isn't shifted at all.",
    )


def multiply_by_fraction(draw: Drawer) -> Made:
    word, factor, result = draw.variable(16), draw.variable(8), draw.variable(16)
    part = Algorithms(draw).own("part", 16)
    program = (
        put(part, Shifted(Product(Half(Read(word), False), Read(factor)), "right", 8)),
        put(result, plus(part, Product(Half(Read(word), True), Read(factor)))),
    )
    return program, (
        f"Write a routine that multiplies the unsigned word {word.address} by the byte {factor.address} as a fraction of 256: product / 256, rounded down, to the word {result.address}.",
        f"(word {word.address} * byte {factor.address}) >> 8 with a 24-bit intermediate, to word {result.address}?",
        f"word[{result.address}] = word[{word.address}] * byte[{factor.address}] / 256, unsigned, floor.",
        f"Underwater everything is slower by a factor: {factor.address} 256ths of the speed in {word.address} (two bytes, unsigned). Compute it exactly, fraction dropped, into {result.address}.",
    )


def price_of_flags(draw: Drawer) -> Made:
    prices, flags, total = draw.array(16, draw.one(4, 6, 8)), draw.variable(8), draw.variable(16)
    rest = Algorithms(draw).own("rest")
    program = (
        put(total, 0),
        put(rest, flags),
        Each(
            (prices,),
            (
                when(Bits(Read(rest), 1, "any"), put(total, plus(total, Here(prices)))),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
    )
    count = prices.length
    return program, (
        f"Write a routine that adds up the prices of chosen wares: bit i of {flags.address} chooses the word number i of the {count} at {prices.address} (bits 0 to {count - 1}). The sum, modulo 65536, goes to the word {total.address}.",
        f"Sum of words selected by a byte's bits? Mask {flags.address}, lowest bit first, {count} words from {prices.address}; 16-bit total to {total.address}.",
        f"word[{total.address}] = sum of p[i] where bit i of byte[{flags.address}]; p: {count} words at {prices.address}.",
        f"What does the whole basket cost? The ticks on the order form are bits in {flags.address} (first article: lowest bit), the prices {count} words beginning at {prices.address}. Total in {total.address}, overflow may wrap.",
    )


def exchange_low_bytes(draw: Drawer) -> Made:
    one, other, flags = draw.variable(16), draw.variable(16), draw.variable(8)
    bit = draw.rng.randrange(8)
    high = draw.maybe(0.5)
    kept = Algorithms(draw).own("kept", 16)
    mask = 0xFF00 if high else 0x00FF
    rest = 0xFFFF ^ mask
    program = (
        when(
            Bits(Read(flags), 1 << bit, "any"),
            put(kept, one),
            put(one, joined(masked(one, rest), masked(other, mask))),
            put(other, joined(masked(other, rest), masked(kept, mask))),
        ),
    )
    half = "high" if high else "low"
    return program, (
        f"Write a routine that exchanges the {half} bytes of the words {one.address} and {other.address} if bit {bit} of {flags.address} is set; the other halves stay in their places.",
        f"How do I swap only the {half} bytes of two words ({one.address}, {other.address}) when bit {bit} of byte {flags.address} is on?",
        f"if byte[{flags.address}] & ${1 << bit:02X}: swap {half}(word[{one.address}]), {half}(word[{other.address}]).",
        f"In the {'upper' if high else 'lower'} half of each of two words, {one.address} and {other.address}, sits a card's colour; the rest is its value. A joker (bit {bit} in {flags.address}) lets the cards trade colours but not values.",
    )


def round_to_pages(draw: Drawer) -> Made:
    word, pages, rest = draw.variable(16), draw.variable(8), draw.variable(8)
    up = draw.maybe(0.5)
    limit = 0xFF00 if up else 0xFF7F
    bias = 0xFF if up else 0x80
    program = (
        If(
            check(word, ">", limit),
            (put(pages, 0xFF),),
            (put(pages, Half(plus(word, bias), True)),),
        ),
        put(rest, Half(Read(word), False)),
    )
    told = "rounded up" if up else "rounded to the nearest (a half rounds up)"
    return program, (
        f"Write a routine that converts a size in bytes, the word {word.address}, to pages of 256 {told}: to the byte {pages.address}, but 255 if it would be 256. The size modulo 256 goes to {rest.address}.",
        f"word {word.address} / 256, {told}, into byte {pages.address} with 255 as the most; remainder byte to {rest.address}?",
        f"byte[{pages.address}] = min((word[{word.address}] + ${bias:02X}) >> 8, 255), 17-bit sum; byte[{rest.address}] = word[{word.address}] & $FF.",
        f"My memory map shows blocks of 256 bytes. How many blocks is {word.address} (16 bits), {told}? At most 255 fit into the counter {pages.address}. The bytes in the last, incomplete block, simply the lower half, go to {rest.address}.",
    )


def unpack_twelve_bits(draw: Drawer) -> Made:
    packed = draw.array(8, 3)
    one, other = draw.variable(16), draw.variable(16)
    program = (
        put(one, Joined(masked(at(packed, 1), 0x0F), Read(at(packed, 0)))),
        put(
            other,
            joined(Widened(Shifted(Read(at(packed, 1)), "right", 4)), Shifted(Widened(Read(at(packed, 2))), "left", 4)),
        ),
    )
    return program, (
        f"Write a routine that unpacks two 12-bit numbers from the three bytes at {packed.address}: the first is byte 0 with the low nibble of byte 1 above it, the second the high nibble of byte 1 with byte 2 above it. Words {one.address} and {other.address}.",
        f"FAT12-style unpacking? Bytes b0, b1, b2 at {packed.address}: first = b0 | (b1 & 15) << 8 -> word {one.address}; second = b1 >> 4 | b2 << 4 -> word {other.address}.",
        f"word[{one.address}] = b0 + 256 * (b1 & $0F); word[{other.address}] = (b1 >> 4) + 16 * b2; b: three bytes at {packed.address}.",
        f"Prices never reach 4096, so I pack two into three bytes ({packed.address}): the middle byte holds the top four bits of the first price in its lower half, and the bottom four bits of the second in its upper half. I need both as words, first to {one.address}, second to {other.address}.",
    )


def pack_twelve_bits(draw: Drawer) -> Made:
    packed = draw.array(8, 3)
    one, other = draw.variable(16, below=0x1000), draw.variable(16, below=0x1000)
    middle = joined(Half(Read(one), True), Half(Shifted(Read(other), "left", 4), False))
    program = (
        put(at(packed, 0), Half(Read(one), False)),
        put(at(packed, 1), middle),
        put(at(packed, 2), Half(Shifted(Read(other), "right", 4), False)),
    )
    return program, (
        f"Write a routine that packs two words below 4096, {one.address} and {other.address}, into three bytes at {packed.address}: the low byte of the first; its top four bits with the low four bits of the second above them; the upper eight bits of the second.",
        f"Two 12-bit values (words {one.address}, {other.address}, both < $1000) into 3 bytes at {packed.address}? b0 = a & $FF, b1 = a >> 8 | (b & 15) << 4, b2 = b >> 4.",
        f"a, b = word[{one.address}], word[{other.address}] < 4096; bytes {packed.address}: a & 255; a >> 8 | (b << 4 & $F0); b >> 4.",
        f"To save SRAM two high scores of twelve bits share three bytes. The first ({one.address}) fills byte 0 and the lower half of byte 1, the second ({other.address}) the upper half of byte 1 and byte 2, least significant bits first; the bytes are at {packed.address}, and neither score reaches 4096.",
    )


def scaled_bytes_onto_words(draw: Drawer) -> Made:
    words, steps = draw.slots(16, 8)
    factor = draw.one(2, 3, 4, 5, 8, 10)
    bit = draw.one(0x80, 0x40)
    gain = Scaled(Widened(masked(Here(steps), bit - 1)), factor)
    program = (
        Each(
            (words, steps),
            (when(Bits(Read(Here(steps)), bit, "any"), put(Here(words), plus(Here(words), gain))),),
        ),
    )
    count = words.length
    return program, (
        f"Write a routine that pays wages: for each of {count} workers whose byte (list at {steps.address}) has bit {bit.bit_length() - 1} set, {factor} times the bits below it are added to his word (list at {words.address}, modulo 65536). Others get nothing.",
        f"{count} words {words.address} += {factor} * (byte & ${bit - 1:02X}) where the byte ({steps.address}) has ${bit:02X} set?",
        f"for i < {count}: if b[i] & ${bit:02X}: w[i] += {factor} * (b[i] & ${bit - 1:02X}); b: {steps.address}, w: words {words.address}.",
        f"Bit {bit.bit_length() - 1} of a worker's byte says he came today, the bits under it how many pieces he made; he earns {factor} for a piece. There are {count} bytes from {steps.address} and as many two-byte purses from {words.address}; pay those who came.",
    )


def endian_by_flag(draw: Drawer) -> Made:
    words, order = draw.array(16, draw.one(2, 4, 6, 8, 12)), draw.variable(8)
    mark = draw.one(0x4D, 0x01, 0xFE)
    program = (
        when(
            check(order, "==", mark),
            Each((words,), (put(Here(words), Unary("swap", Read(Here(words)))),)),
            put(order, 0),
        ),
    )
    return program, (
        f"Write a routine that converts {words.length} words at {words.address} from big-endian to little-endian if the byte order mark {order.address} is ${mark:02X}: the bytes of each word are exchanged and the mark becomes 0. With another mark nothing happens.",
        f"Byte-swap a block when its header says so? Mark byte {order.address} == ${mark:02X}: swap each of {words.length} words at {words.address}, mark = 0. Else leave.",
        f"if byte[{order.address}] == ${mark:02X}: w = bswap16(w) for {words.length} words at {words.address}; byte[{order.address}] = 0.",
        f"Data from the PC tool may come with the high byte first; then ${mark:02X} stands in {order.address}. In that case turn every word of the block ({words.length} from {words.address}) round and clear the mark, so that nobody does it twice. Native blocks have another mark and stay.",
    )


def two_counters_one_carry(draw: Drawer) -> Made:
    fraction, whole, step, top = draw.variable(8), draw.variable(16), draw.variable(8), draw.rng.randrange(500, 60000)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(fraction)), Widened(Read(step)))),
        put(fraction, Half(Read(total), False)),
        when(
            check(total, ">=", 256),
            If(check(whole, ">=", top), (put(whole, 0),), (more(whole),)),
        ),
    )
    return program, (
        f"Write a routine that advances a position with a fraction: the byte {step.address} is added to the fraction byte {fraction.address}, which wraps. Whenever it wraps, the word {whole.address} rises by 1, but from {top} or more it goes to 0.",
        f"8-bit fraction with carry into a 16-bit count? byte {fraction.address} += byte {step.address}; on carry word {whole.address}: >= {top} -> 0, else + 1.",
        f"f += byte[{step.address}]; if f > 255: f -= 256, w = w >= {top} ? 0 : w + 1. f = byte[{fraction.address}], w = word[{whole.address}].",
        f"The tape runs {step.address} 256ths of a frame per call. Keep the fraction in {fraction.address}; each time a whole frame is full, the frame number {whole.address} (two bytes) goes on, and after {top} the tape starts over at 0 (so it does from any higher number).",
    )


def narrow_list(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8, 12, 16)
    words, bytes_ = draw.array(16, length), draw.array(8, length)
    shift = draw.one(1, 2, 3, 4)
    count = draw.variable(8)
    number = Shifted(Read(Here(words)), "right", shift)
    program = (
        put(count, 0),
        Each(
            (words, bytes_),
            (
                If(
                    check(number, "<", 256),
                    (put(Here(bytes_), Half(number, False)),),
                    (put(Here(bytes_), 255), more(count)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that compresses {length} words at {words.address} to bytes at {bytes_.address}: each is divided by {1 << shift} (unsigned, rounded down); what doesn't fit into a byte then becomes 255 and is counted in {count.address} (from 0).",
        f"{length} words {words.address} -> {length} bytes {bytes_.address}: v >> {shift}, saturated at 255; number of results above 255 to byte {count.address}?",
        f"b[i] = min(w[i] >> {shift}, 255), i < {length}; byte[{count.address}] = #{{w[i] >> {shift} > 255}}; w: {words.address}, b: {bytes_.address}.",
        f"The radar needs small coordinates. From the {length} positions at {words.address} (16 bits) make bytes at {bytes_.address} in units of {1 << shift} pixels. Far away things stick to the edge, 255, and {count.address} says how many did because they were beyond it.",
    )


def word_or_byte_field(draw: Drawer) -> Made:
    kind, low, high, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    signed = draw.maybe(0.5)
    mask = draw.one(0x80, 1, 0x40)
    program = (
        If(
            Bits(Read(kind), mask, "any"),
            (put(result, Joined(Read(high), Read(low))),),
            (put(result, Widened(Read(low), signed)),),
        ),
    )
    ext = "sign-extended" if signed else "with a zero high byte"
    return program, (
        f"Write a routine that reads a parameter of one or two bytes: if mask ${mask:02X} of {kind.address} is set, the word {result.address} becomes the byte {low.address} with the byte {high.address} above it; else only {low.address}, {ext}.",
        f"Parameter width by flag? Type byte {kind.address} & ${mask:02X}: word = {high.address}:{low.address} (high:low); clear: byte {low.address} {ext}. To word {result.address}.",
        f"word[{result.address}] = byte[{kind.address}] & ${mask:02X} ? byte[{high.address}] << 8 | byte[{low.address}] : {'sx' if signed else 'zx'}(byte[{low.address}]).",
        f"My script's opcodes carry short or long numbers. Bit {mask.bit_length() - 1} of the opcode ({kind.address}) means long: low byte in {low.address}, high byte in {high.address}. A short number is just {low.address}, {'a signed one, -128 to 127' if signed else '0 to 255'}. Either way I want 16 bits in {result.address}.",
    )


def deduct_in_order(draw: Drawer) -> Made:
    shield, life, damage, dead = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        If(
            check(shield, ">=", damage),
            (less(shield, damage),),
            (
                put(rest, minus(damage, shield)),
                put(shield, 0),
                Set(life, Saturating("subtract", Read(life), Widened(Read(rest)), 0)),
            ),
        ),
        If(check(life, "==", 0), (put(dead, 1),), (put(dead, 0),)),
    )
    return program, (
        f"Write a routine that lets a byte pool pay before a word pool: the byte {damage.address} is taken from the byte {shield.address}; if that has less, it becomes 0 and the rest is taken from the word {life.address}, which stops at 0. {dead.address} becomes 1 if the word is 0 at the end, else 0.",
        f"Fuel from the reserve (byte {shield.address}) first, then from the main tank (word {life.address}, not below 0)? Use: byte {damage.address}. Tank empty afterwards: byte {dead.address} = 1, else 0.",
        f"u = byte[{damage.address}]; r = min(u, byte[{shield.address}]); byte[{shield.address}] -= r; word[{life.address}] = max(word[{life.address}] - (u - r), 0); byte[{dead.address}] = word[{life.address}] == 0.",
        f"The canister ({shield.address}, one byte) is emptied before the tank ({life.address}, two bytes) is touched. This frame {damage.address} is burnt; what the canister can't give comes out of the tank as far as it has something. Light the lamp {dead.address} (1) when the tank stands at nothing, else put it out (0).",
    )


RECIPES = (
    word_into_byte,
    speed_from_distance,
    normalise_word,
    multiply_by_fraction,
    price_of_flags,
    exchange_low_bytes,
    round_to_pages,
    unpack_twelve_bits,
    pack_twelve_bits,
    scaled_bytes_onto_words,
    endian_by_flag,
    two_counters_one_carry,
    narrow_list,
    word_or_byte_field,
    deduct_in_order,
)
