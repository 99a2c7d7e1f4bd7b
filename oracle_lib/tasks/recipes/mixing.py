"""Random numbers and mixing: generators of several kinds, hashes, check values, seeds, fair choices from a number."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Half,
    Here,
    If,
    Number,
    Product,
    Read,
    Repeat,
    Scaled,
    Shifted,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, joined, masked, minus, more, more_up_to, plus, put, toggled, when

SUBJECT = "random numbers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def congruential_step(draw: Drawer) -> Made:
    seed, result = draw.variable(16), draw.variable(8)
    factor = draw.one(5, 13, 17, 21, 29, 37, 45, 69, 77, 93, 109)
    add = draw.rng.randrange(1, 0x10000, 2)
    high = draw.maybe(0.6)
    program = (put(seed, plus(Scaled(Read(seed), factor), add)), put(result, Half(Read(seed), high)))
    half = "high" if high else "low"
    return program, (
        f"Write a routine for a congruential generator: the seed, the word {seed.address}, becomes {factor} times itself plus ${add:04X} (modulo 65536), and its {half} byte goes to {result.address}.",
        f"How do I get pseudo-random bytes from seed = seed * {factor} + ${add:04X}? Seed word {seed.address}; output: the new seed's {half} byte, to {result.address}.",
        f"s = {factor} * word[{seed.address}] + ${add:04X} mod 65536; word[{seed.address}] = s; byte[{result.address}] = {'s >> 8' if high else 's & $FF'}.",
        f"My dungeon generator must give the same rooms on every console, so it has its own dice: multiply {seed.address} (16 bits) by {factor}, add {add}, let it wrap. The number to use is the {half} half of that: {result.address}.",
    )


def byte_congruential(draw: Drawer) -> Made:
    seed, result = draw.variable(8), draw.variable(8)
    factor, add = draw.one(5, 9, 13, 17, 29, 37, 77), draw.rng.randrange(1, 256, 2)
    bits = draw.one(1, 2, 3, 4)
    program = (
        put(seed, plus(Scaled(Read(seed), factor), add)),
        put(result, Shifted(Read(seed), "right", 8 - bits)),
    )
    return program, (
        f"Write a routine that steps the byte seed {seed.address} to {factor} * seed + {add} (modulo 256) and stores the top {bits} bit{'s' if bits > 1 else ''} of the new seed, as 0 to {(1 << bits) - 1}, at {result.address}.",
        f"How do I roll 0..{(1 << bits) - 1} with an 8-bit generator? byte {seed.address} = byte * {factor} + {add}; byte {result.address} = new seed >> {8 - bits}.",
        f"s = ({factor} * byte[{seed.address}] + {add}) & $FF; byte[{seed.address}] = s; byte[{result.address}] = s >> {8 - bits}.",
        f"One byte of state ({seed.address}) is all I can spare: times {factor}, plus {add}, wrapping. Low bits of such a generator are poor, so the choice at {result.address} (0 to {(1 << bits) - 1}) is taken from the upper end.",
    )


def weyl_sequence(draw: Drawer) -> Made:
    state, result = draw.variable(16), draw.variable(8)
    step = draw.one(0x9E37, 0x9E35, 0x6A09, 0x7F4B)
    program = (
        more(state, step),
        put(result, toggled(Half(Read(state), True), Half(Read(state), False))),
    )
    return program, (
        f"Write a routine that adds ${step:04X} to the word {state.address} (modulo 65536) and stores the exclusive-or of its two bytes at {result.address}.",
        f"How do I make a cheap even sequence? word {state.address} += ${step:04X}; byte {result.address} = high byte ^ low byte.",
        f"w = word[{state.address}] + ${step:04X} mod 65536; word[{state.address}] = w; byte[{result.address}] = w >> 8 ^ (w & $FF).",
        f"Sparkles should be spread evenly rather than wildly. So {state.address} (word) moves by ${step:04X} each time, and where the sparkle appears ({result.address}, byte) is its upper half XOR its lower half.",
    )


def middle_square(draw: Drawer) -> Made:
    seed = draw.variable(8)
    add = draw.rng.randrange(1, 256, 2)
    square = Product(Read(seed), Read(seed))
    made = plus(Half(Shifted(square, "right", 4), False), add)
    return (put(seed, made),), (
        f"Write a routine for a middle-square generator: square the byte {seed.address} to 16 bits, take bits 4 to 11, add {add} (modulo 256), and store that back.",
        f"How do I step s = ((s * s) >> 4) + {add} in one byte ({seed.address})? Low 8 bits after the shift, then the addition wraps.",
        f"byte[{seed.address}] = (((s * s) >> 4) & $FF) + {add} mod 256, s = byte[{seed.address}].",
        f"An old trick for dice: the middle of the square. From {seed.address}, a byte, cut the eight middle bits of its 16-bit square; plus {add} so that it never gets stuck at 0. The result is the new {seed.address}.",
    )


def scale_random(draw: Drawer) -> Made:
    number, low, high, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    span = Algorithms(draw).own("span")
    program = (
        put(span, minus(high, low)),
        put(result, plus(low, Half(Product(Read(number), Read(span)), True))),
    )
    return program, (
        f"Write a routine that maps a random byte to a range: (byte {high.address} - byte {low.address}, modulo 256) times the byte {number.address}, of the product the high byte, plus {low.address} (modulo 256), to {result.address}.",
        f"How do I get a number from low up to (not including) high out of a random byte without division? low {low.address}, high {high.address}, random {number.address}: byte {result.address} = low + (((high - low) & $FF) * random >> 8), modulo 256.",
        f"byte[{result.address}] = l + ((h - l & $FF) * byte[{number.address}] >> 8) mod 256; l = byte[{low.address}], h = byte[{high.address}].",
        f"Damage lies between {low.address} and {high.address}. Take the dice byte {number.address} as a fraction of 256 of the width of that range (difference, 8 bits), drop what is behind the point, add the lower bound. A byte to {result.address}.",
    )


def reject_above(draw: Drawer) -> Made:
    number, kept, tries = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(3, 4, 5)
    limit = draw.rng.randrange((1 << bits) // 2 + 1, 1 << bits)
    held = Algorithms(draw).own("held")
    program = (
        put(held, masked(number, (1 << bits) - 1)),
        If(
            check(held, "<", limit),
            (put(kept, held), put(tries, 0)),
            (more(tries),),
        ),
    )
    return program, (
        f"Write a routine that accepts a random number only if it is in range: the low {bits} bits of {number.address}, if below {limit}, go to {kept.address}, and {tries.address} becomes 0; if not, {tries.address} rises by 1.",
        f"How do I do rejection sampling, one try a call? n = byte[{number.address}] & ${(1 << bits) - 1:02X}; n < {limit}: byte {kept.address} = n, byte {tries.address} = 0. Otherwise ++byte[{tries.address}] and keep the old result.",
        f"n = byte[{number.address}] & ${(1 << bits) - 1:02X}; if n < {limit}: byte[{kept.address}] = n, byte[{tries.address}] = 0; else byte[{tries.address}] += 1.",
        f"I want each of {limit} prizes to be equally likely. {bits} bits of the noise byte {number.address} are looked at; a number of {limit} or more is no prize and only counts as a failed try ({tries.address}), a smaller one is stored at {kept.address} and sets the failed tries back to 0.",
    )


def hash_name(draw: Drawer) -> Made:
    text, result = draw.text(), draw.variable(16)
    factor, start = draw.one(31, 33, 17, 5, 37), draw.one(0, 5381, 1, 0x1505)
    made = Algorithms(draw).own("mixed", 16)
    plain = draw.maybe(0.5)
    scaled = Scaled(Read(made), factor)
    letter = Widened(Read(Here(text)))
    step = put(made, plus(scaled, letter) if plain else toggled(scaled, letter))
    sign = "+" if plain else "^"
    program = (put(made, start), Each(text, (step,)), put(result, made))
    return program, (
        f"Write a routine that hashes the text at {text.address} (up to ${text.end:02X}, at most {text.most} characters): start with {start}; for each character h = h * {factor} {sign} c, modulo 65536. h goes to the word {result.address}.",
        f"How do I compute a string hash? Text {text.address}, terminator ${text.end:02X} (not hashed), <= {text.most} bytes; h = {start}; h = h * {factor} {sign} c. Word {result.address}.",
        f"h = {start}; for c at {text.address} until ${text.end:02X}: h = (h * {factor}) {sign} c mod 65536; word[{result.address}] = h; length <= {text.most}.",
        f"Secret names unlock things in my hack, and I compare 16-bit hashes instead of names. The typed name ({text.address}, closed by ${text.end:02X}, {text.most} letters or fewer): begin with {start}, then for every letter multiply by {factor} and {'add' if plain else 'XOR'} the letter. Leave it in {result.address}.",
    )


def hash_position(draw: Drawer) -> Made:
    x, y, seed, result = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    fx, fy = draw.rng.sample((3, 5, 7, 9, 11, 13, 17, 19, 25, 29), 2)
    held = Algorithms(draw).own("mixed")
    turn = draw.rng.randrange(1, 5)
    program = (
        put(held, plus(Scaled(Read(x), fx), Scaled(Read(y), fy))),
        put(held, toggled(held, seed)),
        put(result, toggled(held, Shifted(Read(held), "right", turn))),
    )
    return program, (
        f"Write a routine that makes a fixed random byte for a place: h = {fx} * byte {x.address} + {fy} * byte {y.address}, exclusive-or byte {seed.address}, all modulo 256; then h ^ (h >> {turn}) goes to {result.address}.",
        f"How do I scatter decoration that is always the same at (x, y)? x {x.address}, y {y.address}, world seed {seed.address}, bytes. h = ({fx}x + {fy}y) ^ seed; byte {result.address} = h ^ h >> {turn}.",
        f"h = ({fx} * byte[{x.address}] + {fy} * byte[{y.address}]) & $FF ^ byte[{seed.address}]; byte[{result.address}] = h ^ (h >> {turn}).",
        f"Grass or flower? It depends on column {x.address} and row {y.address} only (and on the world's number {seed.address}): {fx} times the column plus {fy} times the row, 8 bits, XOR the world's number; finally XOR that with itself {turn} to the right. {result.address} receives it.",
    )


def crc_step(draw: Drawer) -> Made:
    crc, value = draw.variable(8), draw.variable(8)
    poly = draw.one(0x07, 0x1D, 0x31, 0x9B, 0xD5)
    working = Algorithms(draw).own("mixed")
    program = (
        put(working, toggled(crc, value)),
        Repeat(
            Number(8),
            (
                If(
                    Bits(Read(working), 0x80, "any"),
                    (put(working, toggled(Shifted(Read(working), "left", 1), poly)),),
                    (put(working, Shifted(Read(working), "left", 1)),),
                ),
            ),
        ),
        put(crc, working),
    )
    return program, (
        f"Write a routine that adds the byte {value.address} to a CRC-8 in {crc.address}: exclusive-or them, then eight times shift left by 1, followed by an exclusive-or with ${poly:02X} if a 1 was shifted out.",
        f"How do I update a CRC-8 (polynomial ${poly:02X}, highest bit first) by one byte? CRC byte {crc.address}, data byte {value.address}.",
        f"c = byte[{crc.address}] ^ byte[{value.address}]; 8 times: c = c & $80 ? (c << 1) ^ ${poly:02X} : c << 1 (8 bits); byte[{crc.address}] = c.",
        f"Packets of my link protocol are protected by CRC-8 with ${poly:02X}. The next byte is in {value.address}, the check value so far in {crc.address}; bring it up to date (MSB first, no final inversion).",
    )


def crc16_step(draw: Drawer) -> Made:
    crc, value = draw.variable(16), draw.variable(8)
    poly = draw.one(0x1021, 0x8005, 0x3D65, 0x8BB7)
    working = Algorithms(draw).own("mixed", 16)
    program = (
        put(working, toggled(crc, Shifted(Widened(Read(value)), "left", 8))),
        Repeat(
            Number(8),
            (
                If(
                    Bits(Read(working), 0x8000, "any"),
                    (put(working, toggled(Shifted(Read(working), "left", 1), poly)),),
                    (put(working, Shifted(Read(working), "left", 1)),),
                ),
            ),
        ),
        put(crc, working),
    )
    return program, (
        f"Write a routine that adds the byte {value.address} to the CRC in the word {crc.address}: exclusive-or the byte with its high byte, then eight times shift left by 1, exclusive-or ${poly:04X} whenever a 1 was shifted out.",
        f"How do I feed one byte to a CRC-16 with polynomial ${poly:04X}, MSB first? CRC word {crc.address}, byte {value.address}.",
        f"c = word[{crc.address}] ^ byte[{value.address}] << 8; 8 times: c = c & $8000 ? (c << 1) ^ ${poly:04X} : c << 1 (16 bits); word[{crc.address}] = c.",
        f"For big saves one byte of check isn't enough. I use the 16-bit CRC with ${poly:04X}, most significant bit first. {crc.address} is what it is so far, {value.address} the next data byte; write the new value back.",
    )


def seed_from_play(draw: Drawer) -> Made:
    frames, pad, x, seed = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(16)
    turn = draw.rng.randrange(1, 8)
    program = (
        put(seed, toggled(Shifted(Read(seed), "rotate left", turn), toggled(pad, x))),
        more(seed, Widened(Read(frames))),
    )
    return program, (
        f"Write a routine that stirs the seed word {seed.address}: rotate it left by {turn}, exclusive-or it with the words {pad.address} and {x.address}, and add the byte {frames.address} (modulo 65536).",
        f"How do I mix the player's actions into the random seed? seed = rotl(seed, {turn}) ^ pad ^ x, then + frames; seed word {seed.address}, pad word {pad.address}, x word {x.address}, frames byte {frames.address}.",
        f"word[{seed.address}] = (rotl16(word[{seed.address}], {turn}) ^ word[{pad.address}] ^ word[{x.address}]) + byte[{frames.address}] mod 65536.",
        f"Luck in my game comes from the player: his buttons ({pad.address}, word), his place ({x.address}, word) and the time ({frames.address}, byte). Turn the 16-bit seed {seed.address} {turn} bits to the left in a circle, XOR both words into it, and finally add the time.",
    )


def bag_of_bits(draw: Drawer) -> Made:
    bag, number, drawn = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    rest, mask = working.own("rest"), working.own("mask")
    program = (
        when(check(bag, "==", 0), put(bag, 0xFF)),
        put(rest, masked(number, 7)),
        put(mask, 1),
        Repeat(Read(rest), (put(mask, Shifted(Read(mask), "rotate left", 1)),)),
        While(
            check(masked(bag, mask), "==", 0),
            (put(mask, Shifted(Read(mask), "rotate left", 1)),),
        ),
        put(bag, toggled(bag, mask)),
        put(drawn, mask),
    )
    return program, (
        f"Write a routine that draws from a bag of eight pieces, bits of {bag.address}: if the bag is 0 it is first filled with $FF. Begin with bit (byte {number.address} & 7); while that bit is not in the bag take the next higher one, after bit 7 bit 0. Remove it from the bag and store its mask at {drawn.address}.",
        f"How do I do a shuffle bag in one byte? Bag {bag.address} (1 = still inside; empty -> $FF first), random byte {number.address}. Start at bit r & 7, go upwards cyclically to the first set bit; clear it; its mask to {drawn.address}.",
        f"if b == 0: b = $FF; m = 1 << (byte[{number.address}] & 7); while !(b & m): m = rotl8(m, 1); b ^= m; byte[{drawn.address}] = m; b = byte[{bag.address}].",
        f"Each of eight puzzle pieces comes once before any comes again. {bag.address} has a 1 for those still in the bag (none left: put all back). The noise {number.address}, its three low bits, says where to look first; a missing piece means looking at the next, around the circle. Give me the piece as a mask in {drawn.address} and take it out.",
    )


def coin_streak(draw: Drawer) -> Made:
    number, streak, best = draw.variable(8), draw.variable(8), draw.variable(8)
    limit = draw.rng.randrange(64, 224)
    program = (
        If(
            check(number, "<", limit),
            (more_up_to(streak, 255), put(best, Binary("max", Read(best), Read(streak)))),
            (put(streak, 0),),
        ),
    )
    return program, (
        f"Write a routine that tracks luck: a random byte {number.address} below {limit} is a success; it raises the streak {streak.address} by 1 (at most 255), and {best.address} becomes the streak if that is greater. Anything else sets the streak to 0.",
        f"How do I record the longest winning streak? Roll byte {number.address}: < {limit} wins. Win: streak byte {streak.address} + 1, stopping at 255, best byte {best.address} = max(best, streak). Loss: streak = 0.",
        f"if byte[{number.address}] < {limit}: s = min(s + 1, 255), b = max(b, s); else s = 0; s = byte[{streak.address}], b = byte[{best.address}].",
        f"A coin that lands right in {limit} of 256 cases was tossed ({number.address}). {streak.address} counts how often it was right in a row and never passes 255, {best.address} keeps the record. Wrong ends the row.",
    )


def dither_level(draw: Drawer) -> Made:
    level, error, on = draw.variable(8), draw.variable(8), draw.variable(8)
    sum_ = Algorithms(draw).own("sum", 16)
    program = (
        put(sum_, plus(Widened(Read(level)), Widened(Read(error)))),
        put(on, Half(Read(sum_), True)),
        put(error, Half(Read(sum_), False)),
    )
    return program, (
        f"Write a routine that dithers in time: the byte {level.address} plus the byte {error.address} makes a 9-bit sum; its carry (0 or 1) goes to {on.address}, its low byte to {error.address}.",
        f"How do I show something in level/256 of all frames, evenly spread? Level {level.address}, error {error.address}. sum = level + error; byte {on.address} = sum >> 8; error = sum & $FF.",
        f"s = byte[{level.address}] + byte[{error.address}]; byte[{on.address}] = s >> 8; byte[{error.address}] = s & $FF.",
        f"Fog is drawn in some frames only: {level.address} of 256, without clumps. The leftover is carried in {error.address}; add the level to it, and if that overflows this is a frame with fog (1 at {on.address}), if not it isn't (0).",
    )


def noise_bit_tap(draw: Drawer) -> Made:
    state = draw.variable(16)
    one, other = draw.rng.sample(range(15), 2)
    feedback = masked(
        toggled(
            Shifted(Read(state), "right", one) if one else Read(state),
            Shifted(Read(state), "right", other) if other else Read(state),
        ),
        1,
    )
    bit = Algorithms(draw).own("bit", 16)
    program = (
        put(bit, feedback),
        put(state, joined(Shifted(Read(state), "right", 1), Shifted(Read(bit), "left", 14))),
    )
    return program, (
        f"Write a routine that steps a noise register in the word {state.address}: the exclusive-or of its bits {one} and {other} is computed, the word is shifted right by 1, and the computed bit is ORed into bit 14.",
        f"How do I emulate an analog noise shift register (taps {one} and {other}, fed in at bit 14)? State word {state.address}.",
        f"b = (s >> {one} ^ s >> {other}) & 1; s = s >> 1 | b << 14; s = word[{state.address}].",
        f"Static on a broken screen: my noise source is a shift register in {state.address}, two bytes. Combine its bits {one} and {other} by XOR, move everything one place down, and set bit 14 if that gave 1 (bit 14 is otherwise what bit 15 was).",
    )


RECIPES = (
    congruential_step,
    byte_congruential,
    weyl_sequence,
    middle_square,
    scale_random,
    reject_above,
    hash_name,
    hash_position,
    crc_step,
    crc16_step,
    seed_from_play,
    bag_of_bits,
    coin_streak,
    dither_level,
    noise_bit_tap,
)
