"""Checksums, check digits and codes that find or mend errors, over lists, texts and single numbers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Copy,
    Each,
    Expression,
    Fold,
    Half,
    Here,
    If,
    Index,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Report,
    Scaled,
    Shifted,
    Statement,
    Table,
    Variable,
    Widened,
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
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "checksums"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def high(of: Value) -> Expression:
    return Half(value(of), high=True)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def shl(of: Value, count: int) -> Expression:
    return Shifted(value(of), "left", count)


def fletcher_sums(draw: Drawer) -> Made:
    block = draw.array(8)
    modulus = draw.one(255, 251, 256)
    result = draw.variable(16)
    own = Algorithms(draw).own
    first, second = own("first sum", 16), own("second sum", 16)

    def settle(total: Variable) -> tuple[Statement, ...]:
        if modulus == 256:
            return (put(total, masked(total, 0xFF)),)
        return (when(check(total, ">=", modulus), less(total, modulus)),)

    element: Expression = wide(Here(block))
    program: tuple[Statement, ...] = (
        put(first, 0),
        put(second, 0),
        Each(
            (block,),
            (
                more(first, element),
                *settle(first),
                *(settle(first) if modulus == 251 else ()),  # 250 + 255 is twice as much
                more(second, first),
                *settle(second),
            ),
        ),
        put(result, Joined(low(second), low(first))),
    )
    how = "modulo 256" if modulus == 256 else f"modulo {modulus}"
    return program, (
        f"Write a routine that computes a Fletcher checksum of the {where(block)}: a first sum of all bytes and a second sum of the first sum's values after each byte, both from 0 and {how}. Store them as a word at {result.address}, the second sum in the high byte.",
        f"How do I do Fletcher-16 with {how} sums? {where(block)}; for each byte: a += byte, b += a, both {how}. Word {result.address} = b << 8 | a.",
        f"a = b = 0; for x in the {where(block)}: a = (a + x) % {modulus}; b = (b + a) % {modulus}; word[{result.address}] = b * 256 + a.",
        f"fletcher-16 (mod {modulus}), {where(block)} -> {result.address}: sum2 high, sum1 low",
        f"A plain sum misses swapped bytes. Over my save ({where(block)}) I want two sums: one of the bytes, one that adds the running first sum after every byte; both start at 0 and count {how}. Low byte of {result.address}: the first, high byte: the second.",
    )


_POLYNOMIALS = (0x07, 0x31, 0x1D, 0x9B, 0x2F)


def crc_of_block(draw: Drawer) -> Made:
    block = draw.array(8)
    result = draw.variable(8)
    poly, start = draw.one(*_POLYNOMIALS), draw.one(0, 0xFF)
    crc = Algorithms(draw).own("crc")
    program = (
        put(crc, start),
        Each(
            (block,),
            (
                put(crc, toggled(crc, Here(block))),
                Repeat(
                    Number(8),
                    (
                        If(
                            Bits(Read(crc), 0x80, "any"),
                            (put(crc, toggled(shl(crc, 1), poly)),),
                            (put(crc, shl(crc, 1)),),
                        ),
                    ),
                ),
            ),
        ),
        put(result, crc),
    )
    return program, (
        f"Write a routine that computes the CRC-8 with polynomial ${poly:02X} and start value ${start:02X} over the {where(block)}, most significant bit first and without reflection or final xor, and stores it at {result.address}.",
        f"How do I get a CRC-8 (poly ${poly:02X}, init ${start:02X}) of {where(block)}? Each byte is xored in, then eight times: shift left, and if a 1 fell out xor ${poly:02X}. Result {result.address}.",
        f"c = ${start:02X}; for x in the {where(block)}: c ^= x; 8 times: c = c & $80 ? (c << 1) ^ ${poly:02X} : c << 1; byte[{result.address}] = c.",
        f"crc8/{poly:02X}, init {start:02X}, msb first, no final xor: {where(block)} -> {result.address}",
        f"The link cable garbles bytes, so each packet ({where(block)}) gets a CRC of eight bits: generator ${poly:02X} (x^8 left out), register preset to ${start:02X}, MSB first, nothing reflected or inverted. Leave it at {result.address}.",
    )


def wide_crc_of_block(draw: Drawer) -> Made:
    block = draw.array(8)
    result = draw.variable(16)
    reflected = draw.maybe(0.5)
    poly, start = (
        draw.one((0xA001, 0xFFFF), (0xA001, 0), (0x8408, 0xFFFF))
        if reflected
        else draw.one((0x1021, 0xFFFF), (0x1021, 0), (0x8005, 0))
    )
    crc = Algorithms(draw).own("crc", 16)
    if reflected:
        entered = toggled(crc, wide(Here(block)))
        turn = If(
            Bits(Read(crc), 1, "any"),
            (put(crc, toggled(shr(crc, 1), poly)),),
            (put(crc, shr(crc, 1)),),
        )
        text = f"c ^= x; 8 times: c = c & 1 ? c >> 1 ^ ${poly:04X} : c >> 1"
        told = f"reflected, so bits go right: the byte is xored into the low byte, then eight times shift right and, if a 1 fell out, xor ${poly:04X}"
    else:
        entered = toggled(crc, Joined(Read(Here(block)), Number(0)))
        turn = If(
            Bits(Read(crc), 0x8000, "any"),
            (put(crc, toggled(shl(crc, 1), poly)),),
            (put(crc, shl(crc, 1)),),
        )
        text = f"c ^= x << 8; 8 times: c = c & $8000 ? c << 1 ^ ${poly:04X} : c << 1"
        told = f"not reflected, so bits go left: the byte is xored into the high byte, then eight times shift left and, if a 1 fell out, xor ${poly:04X}"
    program = (
        put(crc, start),
        Each((block,), (put(crc, entered), Repeat(Number(8), (turn,)))),
        put(result, crc),
    )
    return program, (
        f"Write a routine that computes a 16-bit CRC, start value ${start:04X}, over the {where(block)} and stores the word at {result.address}. It is {told}.",
        f"How do I run a CRC-16 over a block? {where(block)}, init ${start:04X}, {told}. No final xor; word {result.address}.",
        f"c = ${start:04X}; for x in the {where(block)}: {text}; word[{result.address}] = c (16 bits).",
        f"crc16 poly ${poly:04X} ({'right' if reflected else 'left'}-shifting), init ${start:04X}, xorout 0: {where(block)} -> {result.address}",
        f"My save block ({where(block)}) must catch burst errors: a cyclic redundancy check of 16 bits, preset ${start:04X}, {told}. The register's final value belongs in the word {result.address} as it is.",
    )


def rotating_sum_of_block(draw: Drawer) -> Made:
    block, result = draw.array(8), draw.variable(16)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, 0),
        Each((block,), (put(total, plus(Shifted(Read(total), "rotate right", 1), wide(Here(block)))),)),
        put(result, total),
    )
    return program, (
        f"Write a routine that computes the BSD checksum of the {where(block)}: starting with 0, for each byte rotate the 16-bit sum right by one bit, then add the byte (modulo 65536). Store the word at {result.address}.",
        f"How do I compute `sum -r`, the old BSD checksum? {where(block)}; s = ror16(s, 1) + byte for each, s = 0 at first; word {result.address}.",
        f"s = 0; for x in the {where(block)}: s = ((s >> 1 | s << 15) + x) & $FFFF; word[{result.address}] = s.",
        f"BSD sum (ror 1, add), 16 bit: {where(block)} -> {result.address}",
        f"Order should matter in my level checksum. Go over {where(block)}: the word so far turns one bit to the right, the bit that falls out comes back at the top, and the byte is added. From 0; the outcome goes to {result.address}.",
    )


def sum_must_vanish(draw: Drawer) -> Made:
    block, seal, total = draw.array(8), draw.variable(8), draw.variable(8)
    wanted = draw.one(0, 0xFF, 0x55)
    program = (
        put(total, Fold("sum", block, Read(Here(block)))),
        more(total, seal),
        Report(check(total, "==", wanted)),
    )
    return program, (
        f"Write a routine that verifies a block: the {where(block)} and the check byte {seal.address}, added modulo 256, must give ${wanted:02X}. Store the sum at {total.address} and return carry set if it is right, clear if not.",
        f"How do I validate a checksum byte? Sum of {where(block)} plus byte {seal.address}, 8 bits, to {total.address}; carry = (sum == ${wanted:02X}).",
        f"byte[{total.address}] = (sum of the {where(block)} + byte[{seal.address}]) & $FF; carry = byte[{total.address}] == ${wanted:02X}.",
        f"verify {where(block)} + {seal.address} == ${wanted:02X} (mod 256) -> C; sum kept at {total.address}",
        f"The receiver trusts a packet ({where(block)}) only if all its bytes and the trailer in {seal.address} add up to ${wanted:02X}, overflow ignored. Carry says trusted; for my debug screen leave the 8-bit sum at {total.address}.",
    )


def text_hash_multiplying(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(16)
    factor, start = draw.one((33, 5381), (31, 0), (33, 0), (31, 7), (65, 0x1505))
    mixing = draw.maybe(0.4)
    held = Algorithms(draw).own("hash", 16)
    scaled = Scaled(Read(held), factor)
    letter = wide(Here(text))
    program = (
        put(held, start),
        Each(text, (put(held, toggled(scaled, letter) if mixing else plus(scaled, letter)),)),
        put(result, held),
    )
    how = "exclusive-ored" if mixing else "added"
    return program, (
        f"Write a routine that hashes the {text.meaning} at {text.address}, which ends with ${text.end:02X} after at most {text.most} letters: starting with {start}, for each letter the 16-bit hash is multiplied by {factor} and the letter's code is {how}. Store the word at {result.address}; the end mark is not hashed.",
        f"How do I hash a ${text.end:02X}-terminated string with the times-{factor} method? String {text.address} (up to {text.most} bytes before the end), h = {start}; h = h * {factor} {'^' if mixing else '+'} c, 16 bits; h to word {result.address}.",
        f"h = {start}; while (c = *p++) != ${text.end:02X}: h = (h * {factor} {'^' if mixing else '+'} c) & $FFFF; word[{result.address}] = h; p = {text.address}.",
        f"h = h * {factor} {'xor' if mixing else '+'} c over {text.address} until ${text.end:02X}, seed {start}, u16 -> {result.address} (max {text.most} chars)",
        f"Names are looked up by a hash. The name lies at {text.address}, ${text.end:02X} behind it, no longer than {text.most}; begin with {start}, and letter by letter multiply what you have by {factor} and {'xor' if mixing else 'add'} the letter, keeping 16 bits. Hash to {result.address}.",
    )


_BOX = (12, 5, 6, 11, 9, 0, 10, 13, 3, 14, 15, 8, 4, 7, 1, 2)


def pearson_by_nibbles(draw: Drawer) -> Made:
    block, result = draw.array(8), draw.variable(8)
    shuffled = list(_BOX)
    draw.rng.shuffle(shuffled)
    box = Table("PearsonTable", "permutation", tuple(shuffled))
    held = Algorithms(draw).own("hash")
    program = (
        put(held, 0),
        Each(
            (block,),
            (put(held, at(box, masked(toggled(held, Here(block)), 15))),),
        ),
        put(result, held),
    )
    return program, (
        f"Write a routine that makes a 4-bit Pearson hash of the {where(block)}: h starts at 0, and for each byte h becomes T[(h xor byte) and 15], where T = {listed(box)}. Store h at {result.address}.",
        f"How do I do a Pearson hash with a 16-entry permutation? T: {listed(box)}. Over {where(block)}: h = T[(h ^ x) & 15], h = 0 at first; byte {result.address}.",
        f"T = [{listed(box)}]; h = 0; for x in the {where(block)}: h = T[(h ^ x) & 15]; byte[{result.address}] = h.",
        f"pearson16, {where(block)}, h0 = 0, only low nibbles -> {result.address}; T = {listed(box)}",
        f"A tiny fingerprint from 0 to 15 for my {where(block)}. Use the table {listed(box)}: exclusive-or the fingerprint so far (0 at first) with the next byte, and its low nibble picks the new fingerprint. Result to {result.address}.",
    )


def luhn_is_valid(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(4, 6, 8, 10, 12, 16))
    total = draw.variable(8)
    held = Algorithms(draw).own("held")
    program = (
        put(total, 0),
        Each(
            (digits,),
            (
                put(held, masked(Here(digits), 7)),
                when(
                    Bits(Index(), 1, "none"),
                    put(held, shl(held, 1)),
                    when(check(held, ">=", 10), less(held, 9)),
                ),
                more(total, held),
            ),
        ),
        Report(check(Quotient(wide(total), Number(10), remainder=True), "==", 0)),
    )
    return program, (
        f"Write a routine for Luhn's check on octal cards: {digits.length} digits, the low three bits of the {where(digits)}. Digits at even places (0, 2, ...) are doubled, and 9 is subtracted from a double of 10 or more; the others count as they are. The total goes to {total.address}; carry set if it is divisible by 10, else clear.",
        f"How do I verify a number with the Luhn formula? Digits x & 7 of the {where(digits)}; index 0, 2, 4... doubled, minus 9 if the double is >= 10. Sum to byte {total.address}; carry = sum % 10 == 0.",
        f"s = sum(luhn(x & 7) if i % 2 == 0 else x & 7 for i, x in the {where(digits)}), luhn(d) = 2d if 2d < 10 else 2d - 9; byte[{total.address}] = s; carry = s % 10 == 0.",
        f"luhn over {where(digits)} (digit = low 3 bits, first one doubled) -> sum {total.address}, C = valid (sum mod 10 = 0)",
        f"The vault asks for a card of {digits.length} digits ({where(digits)}; only bits 0-2 of each count). Every other digit, beginning with the very first, is doubled - and reduced by 9 when it got two figures - then all are added up ({total.address}). Cards whose sum ends in 0 are real: carry set. Others: carry clear.",
    )


def weighted_mod_eleven(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(5, 7, 9))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, weight = own("total", 16), own("weight")
    top = digits.length + 1
    program = (
        put(total, 0),
        put(weight, top),
        Each(
            (digits,),
            (more(total, Product(Read(Here(digits)), Read(weight))), less(weight)),
        ),
        put(result, low(Quotient(Read(total), Number(11), remainder=True))),
        when(check(result, "!=", 0), put(result, minus(11, Read(result)))),
    )
    return program, (
        f"Write a routine that computes a check digit as in old book numbers: the {where(digits)} have the weights {top}, {top - 1} and so on down to 2; the check digit (0 to 10) at {result.address} makes the weighted sum plus itself divisible by 11.",
        f"How do I compute an ISBN-10 style check value for {digits.length} numbers? {where(digits)}, weights {top} down to 2; c = (11 - sum % 11) % 11 to byte {result.address}.",
        f"s = sum(byte[{digits.address} + i] * ({top} - i) for i < {digits.length}); byte[{result.address}] = -s mod 11.",
        f"mod 11 check of {where(digits)} (weights {top}..2) -> {result.address}, 10 possible",
        f"Library cards carry {digits.length} numbers (bytes from {digits.address}) and a check number. Multiply the first by {top}, the next by {top - 1}, ..., the last by 2, add everything up, and find what is missing to a multiple of 11 (0 if nothing). That is the check number: {result.address}.",
    )


def bar_code_digit(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(7, 11, 12))
    result = draw.variable(8)
    own = Algorithms(draw).own
    total, held = own("total", 16), own("held", 16)
    odd = draw.maybe(0.5)
    heavy = Bits(Index(), 1, "any" if odd else "none")
    program = (
        put(total, 0),
        Each(
            (digits,),
            (
                put(held, wide(Here(digits))),
                more(total, held),
                when(heavy, more(total, held), more(total, held)),
            ),
        ),
        put(result, low(Quotient(Read(total), Number(10), remainder=True))),
        when(check(result, "!=", 0), put(result, minus(10, Read(result)))),
    )
    which = "second, fourth and so on" if odd else "first, third and so on"
    return program, (
        f"Write a routine that computes a bar code's check digit: of the {where(digits)} the {which} count three times, the others once; the digit at {result.address} fills the sum up to the next multiple of 10 (0 if it is one).",
        f"How do I get an EAN-style check digit? {where(digits)}, weight 3 at the {'odd' if odd else 'even'} indices (counted from 0), weight 1 elsewhere; (10 - sum % 10) % 10 to byte {result.address}.",
        f"s = sum(x * ({'3 if i % 2 else 1' if odd else '1 if i % 2 else 3'}) for i, x in the {where(digits)}); byte[{result.address}] = -s mod 10.",
        f"EAN check, {where(digits)}, x3 on {'1,3,5..' if odd else '0,2,4..'} -> {result.address}",
        f"The shop scans goods by a row of {digits.length} numbers, bytes from {digits.address}. To print the last bar: three times the {which} ones plus the rest, and then what that lacks to a round ten. Digit to {result.address}; a sum that's round already needs 0.",
    )


def long_digits_modulo(draw: Drawer) -> Made:
    digits = draw.array(8, draw.one(6, 8, 10, 12, 16))
    modulus = draw.one(97, 97, 23, 7, 37, 89)
    result = draw.variable(8)
    held = Algorithms(draw).own("rest")
    digit = masked(Here(digits), 15)
    program = (
        put(held, 0),
        Each(
            (digits,),
            (
                put(
                    held,
                    low(Quotient(plus(Product(Read(held), Number(10)), wide(digit)), Number(modulus), remainder=True)),
                ),
            ),
        ),
        put(result, held),
    )
    return program, (
        f"Write a routine that computes a long decimal number modulo {modulus}: its {digits.length} digits are the low nibbles of the {where(digits)}, the most significant first. The remainder goes to {result.address}.",
        f"How do I take a {digits.length}-digit number mod {modulus} when it fits no register? {where(digits)}, digit = x & 15, high digit first; r = (r * 10 + d) % {modulus}, r = 0 to start; byte {result.address}.",
        f"r = 0; for x in the {where(digits)}: r = (10 * r + (x & 15)) % {modulus}; byte[{result.address}] = r.",
        f"mod {modulus} of {digits.length} digits at {digits.address} (low nibbles, big end first) -> {result.address}",
        f"Bank account numbers of {digits.length} figures lie one figure a byte from {digits.address} (tile codes, so only the lower four bits count), first figure first. I need what's left when the whole number is divided by {modulus}, at {result.address}.",
    )


def fold_to_nibble(draw: Drawer) -> Made:
    word, result = draw.variable(16), draw.variable(8)
    adds = draw.maybe(0.4)
    operation = plus if adds else toggled
    held = Algorithms(draw).own("held")
    program = (
        put(held, operation(low(word), high(word))),
        put(result, masked(operation(held, shr(held, 4)), 15)),
    )
    how = "added (dropping overflow)" if adds else "exclusive-ored"
    sign = "+" if adds else "^"
    return program, (
        f"Write a routine that folds the word {word.address} to four bits: its two bytes are {how} to one byte, then that byte's nibbles are {how} to one nibble, which is stored at {result.address}.",
        f"How do I reduce a 16-bit hash to 0-15 by folding? {word.address}: b = low {sign} high (8 bits), n = (b {sign} (b >> 4)) & 15 to {result.address}.",
        f"b = (w & $FF) {sign} (w >> 8); b &= $FF; byte[{result.address}] = (b {sign} (b >> 4)) & 15; w = word[{word.address}].",
        f"fold {word.address} 16 -> 8 -> 4 by {sign} -> {result.address}",
        f"Sixteen drawers, and the word {word.address} decides which. So that each bit of it has a say, its halves are {how}, and so are the halves of what comes out; the nibble left over is the drawer, to {result.address}.",
    )


def add_parity_bits(draw: Drawer) -> Made:
    [letters] = draw.one(draw.slots, draw.records)(8)
    odd = draw.maybe(0.5)
    own = Algorithms(draw).own
    folded, code = own("folded"), own("code")
    program = (
        Each(
            (letters,),
            (
                put(code, masked(Here(letters), 0x7F)),
                put(folded, toggled(code, shr(code, 4))),
                put(folded, toggled(folded, shr(folded, 2))),
                put(folded, toggled(folded, shr(folded, 1))),
                when(Bits(Read(folded), 1, "none" if odd else "any"), put(code, joined(code, 0x80))),
                put(Here(letters), code),
            ),
        ),
    )
    kind = "odd" if odd else "even"
    return program, (
        f"Write a routine that gives each of the {where(letters)} a parity bit: bit 7 is set or cleared so that the whole byte has an {kind} number of ones; bits 0 to 6 stay.",
        f"How do I put {kind} parity into bit 7 of every byte of a list? {where(letters)}, 7-bit codes below it; old bit 7 is ignored.",
        f"for x in the {where(letters)}: x &= $7F; if popcount(x) is {'even' if odd else 'odd'}: x |= $80.",
        f"7{'O' if odd else 'E'}1: {where(letters)}, {kind} parity into the msb",
        f"An ancient teletype takes seven bits and {kind} parity in the eighth. Make the {where(letters)} fit for it, in place; whatever is in the top bits now doesn't matter.",
    )


def hamming_encode(draw: Drawer) -> Made:
    nibble, result = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    data, made = own("data"), own("code")
    checks = ((0x40, (0, 1, 3)), (0x20, (0, 2, 3)), (0x10, (1, 2, 3)))

    def parity(bits: tuple[int, ...]) -> Expression:
        folded: Expression = Read(data) if bits[0] == 0 else shr(data, bits[0])
        for bit in bits[1:]:
            folded = toggled(folded, shr(data, bit))
        return folded

    program: tuple[Statement, ...] = (
        put(data, masked(nibble, 15)),
        put(made, data),
        *(when(Bits(parity(bits), 1, "any"), put(made, joined(made, flag))) for flag, bits in checks),
        put(result, made),
    )
    rule = "bit 6 = d0^d1^d3, bit 5 = d0^d2^d3, bit 4 = d1^d2^d3"
    return program, (
        f"Write a routine that adds Hamming check bits to a nibble: the low four bits d0 to d3 of {nibble.address} stay as bits 0 to 3 of {result.address}; {rule}; bit 7 is 0.",
        f"How do I encode 4 data bits with 3 check bits? Data: low nibble of {nibble.address}. Code byte {result.address}: data in bits 0-3, {rule}, bit 7 clear.",
        f"d = byte[{nibble.address}] & 15; byte[{result.address}] = d plus three check bits above it: {rule}.",
        f"hamming(7,4): {nibble.address} & $0F -> {result.address}; {rule}",
        f"Passwords should survive a typing error, so every 4 bits get 3 more. From the lower nibble of {nibble.address} make a byte at {result.address}: the nibble itself below, above it {rule}; the top bit is 0.",
    )


def hamming_repair(draw: Drawer) -> Made:
    code, data, state = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    syndrome = own("syndrome")

    def parity(*bits: int) -> Expression:
        folded: Expression = shr(code, bits[0])
        for bit in bits[1:]:
            folded = toggled(folded, shr(code, bit) if bit else Read(code))
        return folded

    flips = Table("FlipTable", "flip", (0, 0, 0, 4, 0, 2, 1, 8))
    # Syndrome: bit 0 for the check in bit 4, bit 1 for that in bit 5, bit 2 for that in bit 6.
    program = (
        put(syndrome, 0),
        when(Bits(parity(4, 1, 2, 3), 1, "any"), put(syndrome, 1)),
        when(Bits(parity(5, 0, 2, 3), 1, "any"), put(syndrome, joined(syndrome, 2))),
        when(Bits(parity(6, 0, 1, 3), 1, "any"), put(syndrome, joined(syndrome, 4))),
        put(state, syndrome),
        put(data, toggled(masked(code, 15), at(flips, masked(syndrome, 7)))),
    )
    rule = "bit 6 should be d0^d1^d3, bit 5 d0^d2^d3, bit 4 d1^d2^d3"
    return program, (
        f"Write a routine that decodes the Hamming code byte {code.address} (data d0 to d3 in bits 0-3; {rule}) and mends one flipped bit. The syndrome goes to {state.address}: bit 0 set if the check in bit 4 fails, bit 1 for bit 5, bit 2 for bit 6. The data nibble goes to {data.address}, with d2 flipped for syndrome 3, d1 for 5, d0 for 6, d3 for 7.",
        f"How do I correct a single error in a 7-bit Hamming word? Code {code.address}: d in bits 0-3, {rule}. Syndrome (bit n = check bit 4 + n is wrong) to {state.address}; data to {data.address} after flipping the culprit: 3 d2, 5 d1, 6 d0, 7 d3, others nothing.",
        f"c = byte[{code.address}]; s = failed checks of bits 4, 5, 6 as bits 0, 1, 2 ({rule}); byte[{state.address}] = s; byte[{data.address}] = (c & 15) ^ [0, 0, 0, 4, 0, 2, 1, 8][s].",
        f"hamming(7,4) decode {code.address} -> nibble {data.address}, syndrome {state.address} (0 = clean); layout d0-d3, then {rule}; bit 7 ignored",
        f"A password byte arrives at {code.address}: four data bits below, three checks above ({rule}), the top bit means nothing. Which checks fail tells which bit was mistyped: those of 4 and 5: d2, 4 and 6: d1, 5 and 6: d0, all: d3. Correct that bit, leave the nibble at {data.address} and the failing checks (bit 0 for 4, 1 for 5, 2 for 6) at {state.address}.",
    )


def restore_if_damaged(draw: Drawer) -> Made:
    block = draw.array(8, draw.one(6, 8, 12, 16, 20))
    backup = draw.array(8, block.length)
    seal, total = draw.variable(8), Algorithms(draw).own("total")
    restored = draw.variable(8)
    program = (
        put(total, Fold("sum", block, Read(Here(block)))),
        put(restored, 0),
        when(check(total, "!=", seal), Copy(backup, block), more(restored)),
    )
    return program, (
        f"Write a routine that checks a save block and mends it: if the 8-bit sum of the {where(block)} differs from {seal.address}, copy the backup of as many bytes at {backup.address} over it and set {restored.address} to 1; otherwise only set {restored.address} to 0.",
        f"How do I fall back to a backup on a bad checksum? Block: {where(block)}, stored sum (mod 256) {seal.address}, backup {backup.address}. Mismatch: backup -> block, {restored.address} = 1. Match: {restored.address} = 0.",
        f"if (sum of the {where(block)}) & $FF != byte[{seal.address}]: copy {block.length} bytes {backup.address} -> {block.address}, byte[{restored.address}] = 1; else byte[{restored.address}] = 0.",
        f"verify {where(block)} against byte sum {seal.address}; bad -> restore from {backup.address}, {restored.address} = 1 (else 0)",
        f"Cheap cartridges forget. My data ({where(block)}) has its byte sum in {seal.address} and a twin at {backup.address}. When sum and data disagree, bring the twin back and tell the title screen by a 1 in {restored.address}; 0 there when all is well. The sum isn't updated.",
    )


def has_block_changed(draw: Drawer) -> Made:
    block = draw.array(8)
    known, changed = draw.variable(8), draw.variable(8)
    operation = draw.one("sum", "xor")
    fresh = Algorithms(draw).own("fresh")
    program = (
        put(fresh, Fold(operation, block, Read(Here(block)))),
        when(check(fresh, "!=", known), put(known, fresh), more_up_to(changed, 255)),
    )
    word = "sum (modulo 256)" if operation == "sum" else "exclusive or"
    return program, (
        f"Write a routine that watches the {where(block)}: if their {word} differs from the remembered one in {known.address}, remember the new one and raise the change counter {changed.address} by 1, up to 255.",
        f"How do I notice that a buffer has changed? {where(block)}; compare the {word} with byte {known.address}; if different, store it there and ++{changed.address}, which stops at 255.",
        f"f = {'sum' if operation == 'sum' else 'xor'} of the {where(block)}, 8 bits; if f != byte[{known.address}]: byte[{known.address}] = f, byte[{changed.address}] = min(255, byte[{changed.address}] + 1).",
        f"dirty check: {operation} of {where(block)} vs {known.address}; on change update it and count in {changed.address} (sat)",
        f"Redrawing is slow, so I only want to know when my status block ({where(block)}) is different from last time - its {word} will do as a fingerprint, last time's is in {known.address}. Keep that current, and count the changes in {changed.address} without wrapping past 255.",
    )


def sum_with_mirrored_part(draw: Drawer) -> Made:
    large = draw.array(8, draw.one(8, 16, 32))
    small = draw.array(8, large.length // 2)
    result = draw.variable(16)
    own = Algorithms(draw).own
    once, twice = own("large total", 16), own("small total", 16)
    program = (
        put(once, Fold("sum", large, wide(Here(large)))),
        put(twice, Fold("sum", small, wide(Here(small)))),
        put(result, plus(once, shl(twice, 1))),
    )
    return program, (
        f"Write a routine that computes a checksum as for a cartridge with a mirrored chip: the {where(large)} once plus the {where(small)} twice (since they appear twice), all as unsigned bytes in a word sum at {result.address}.",
        f"How do I sum a non-power-of-two ROM image? Big part {where(large)} counts once, small part {where(small)} is mirrored and counts double. 16-bit sum to {result.address}.",
        f"word[{result.address}] = sum(bytes {large.address}, {large.length}) + 2 * sum(bytes {small.address}, {small.length}).",
        f"checksum: {where(large)} x1 + {where(small)} x2 -> {result.address} (u16)",
        f"A model of a 12-megabit cartridge: the first chip is {large.length} bytes ({large.address}), the second half as large ({small.address}) and so seen twice by the console. Add everything as the console sees it; the 16-bit total belongs in {result.address}.",
    )


def slide_checksum_window(draw: Drawer) -> Made:
    first, second = draw.variable(16), draw.variable(16)
    gone, came = draw.variable(8), draw.variable(8)
    length = draw.one(4, 8, 10, 16, 20)
    program = (
        put(first, plus(minus(first, wide(gone)), wide(came))),
        put(second, plus(minus(second, Product(Read(gone), Number(length))), first)),
    )
    return program, (
        f"Write a routine that rolls a checksum over a window of {length} bytes by one: the byte {gone.address} leaves, {came.address} comes. The first sum (word {first.address}) loses the leaving byte and gains the coming one; the second sum (word {second.address}) loses {length} times the leaving byte and gains the new first sum. All modulo 65536.",
        f"How do I update a rolling checksum as rsync does? a = word {first.address}, b = word {second.address}, window {length}; out byte {gone.address}, in byte {came.address}: a = a - out + in; b = b - {length} * out + a; 16 bits.",
        f"a += in - out; b += a - {length} * out; a = word[{first.address}], b = word[{second.address}], out = byte[{gone.address}], in = byte[{came.address}], 16-bit wrap.",
        f"rolling sums (u16) a {first.address}, b {second.address}, window {length}: out {gone.address}, in {came.address}; a += in - out, b += a - {length} * out",
        f"To find repeats in a stream I slide along it with {length} bytes in view. Each slide drops {gone.address} and adds {came.address}. Keep my two words up to date: {first.address} is the sum of what is in view, {second.address} the position-weighted one (minus {length} times the dropped byte, plus the fresh first sum).",
    )


def vote_of_three_copies(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(4, 6, 8, 10, 16))
    other, third = draw.array(8, one.length), draw.array(8, one.length)
    mended = draw.variable(8)
    own = Algorithms(draw).own
    winner = own("winner")
    a, b, c = Here(one), Here(other), Here(third)
    program = (
        put(mended, 0),
        Each(
            (one, other, third),
            (
                put(winner, joined(joined(masked(a, b), masked(a, c)), masked(b, c))),
                when(check(winner, "!=", a), more(mended), put(a, winner)),
            ),
        ),
    )
    return program, (
        f"Write a routine that mends the {one.length} bytes at {one.address} by majority with their copies at {other.address} and {third.address}: each bit becomes what at least two of the three have. Only the first block is written; the number of its bytes that changed goes to {mended.address}.",
        f"How do I repair a save by two-out-of-three voting, bit by bit? Blocks of {one.length} bytes: {one.address} (repaired), {other.address}, {third.address}. Count of altered bytes -> {mended.address}.",
        f"n = 0; for i < {one.length}: m = a&b | a&c | b&c; if m != a: a = m, ++n; a, b, c = byte i at {one.address}, {other.address}, {third.address}; byte[{mended.address}] = n.",
        f"bitwise majority of {one.address}/{other.address}/{third.address} ({one.length} bytes) into {one.address}; changed bytes -> {mended.address}",
        f"I keep my flags three times because the battery is old: {one.length} bytes each at {one.address}, {other.address} and {third.address}. For every bit two copies against one decide. Correct the first copy and say at {mended.address} how many of its bytes were wrong.",
    )


RECIPES = (
    fletcher_sums,
    crc_of_block,
    wide_crc_of_block,
    rotating_sum_of_block,
    sum_must_vanish,
    text_hash_multiplying,
    pearson_by_nibbles,
    luhn_is_valid,
    weighted_mod_eleven,
    bar_code_digit,
    long_digits_modulo,
    fold_to_nibble,
    add_parity_bits,
    hamming_encode,
    hamming_repair,
    restore_if_damaged,
    has_block_changed,
    sum_with_mirrored_part,
    slide_checksum_window,
    vote_of_three_copies,
)
