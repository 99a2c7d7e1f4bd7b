"""Random numbers from a seed: generators of several kinds, ranges without bias, shuffles, bags, fair picks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Either,
    Expression,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Scaled,
    Shifted,
    Statement,
    Stop,
    Swap,
    Unary,
    While,
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
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    size,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "random numbers"


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


def fibonacci_register(draw: Drawer) -> Made:
    seed = draw.variable(16)
    taps = draw.one((0, 2, 3, 5), (0, 1, 3, 12), (0, 4, 13, 15))
    own = Algorithms(draw).own
    fed = own("fed", 16)
    first, *others = taps
    folded: Expression = Read(seed) if first == 0 else shr(seed, first)
    for tap in others:
        folded = toggled(folded, shr(seed, tap))
    program = (
        put(fed, masked(folded, 1)),
        put(seed, joined(shr(seed, 1), shl(fed, 15))),
    )
    told = ", ".join(str(tap) for tap in taps)
    return program, (
        f"Write a routine that clocks a Fibonacci shift register: the word {seed.address} moves right by one bit, and the exclusive or of its former bits {told} comes in as bit 15.",
        f"How do I step a 16-bit Fibonacci LFSR with the taps {told}? Register {seed.address}: parity of the tapped bits first, then shift right, parity into the top bit.",
        f"f = {' ^ '.join(f'bit{tap}' for tap in taps)} of word[{seed.address}]; word[{seed.address}] = word[{seed.address}] >> 1 | f << 15.",
        f"Fibonacci LFSR, word {seed.address}, right shift, feedback bits {told} xored into bit 15",
        f"A hardware noise source that I copy has 16 flip-flops, here the word {seed.address}. Each clock everything goes one place down, bit 0 falls out, and bit 15 takes the xor of what bits {told} were before.",
    )


def lagged_generator(draw: Drawer) -> Made:
    size_of_it = draw.one(8, 16)
    numbers = draw.array(8, size_of_it)
    place, result = draw.variable(8, below=size_of_it), draw.variable(8)
    lag = draw.one(3, 5, 7)
    operation = draw.one(plus, toggled, minus)
    sign = {plus: "+", toggled: "xor", minus: "-"}[operation]
    back = masked(plus(place, lag), size_of_it - 1)
    mixed = operation(at(numbers, place), at(numbers, back))
    program = (
        put(result, mixed),
        put(at(numbers, place), result),
        put(place, masked(plus(place, 1), size_of_it - 1)),
    )
    return program, (
        f"Write a routine for a lagged generator: {size_of_it} state bytes from {numbers.address}, the index {place.address} (always below {size_of_it}). The new number is state[i] {sign} state[(i + {lag}) mod {size_of_it}] as a byte; it replaces state[i] and goes to {result.address}; then i moves on by one, modulo {size_of_it}.",
        f"How do I draw from a lagged Fibonacci generator? State: {size_of_it} bytes at {numbers.address}; i in {place.address} (0 to {size_of_it - 1}). r = s[i] {sign} s[(i + {lag}) & {size_of_it - 1}]; s[i] = r; output r at {result.address}; i = (i + 1) & {size_of_it - 1}.",
        f"s[i] = s[i] {sign} s[i + {lag}], 8 bits; out = s[i]; ++i; indices mod {size_of_it}; s = bytes at {numbers.address}, i = byte[{place.address}] (in range), out = byte[{result.address}].",
        f"The noise ring has {size_of_it} bytes ({numbers.address} ff.) and a hand at {place.address}, which never leaves it. Combine ({sign}, byte arithmetic) the byte under the hand with the one {lag} further round, put that under the hand and into {result.address}, and move the hand one on. Both moves go round.",
        f"lagged {sign} generator, ring {numbers.address}[{size_of_it}], index {place.address} (valid), lag {lag} ahead, output {result.address}",
    )


def new_seed_then_die(draw: Drawer) -> Made:
    seed, result = draw.variable(16), draw.variable(8)
    factor, addend = draw.one((5, 0x3619), (5, 1), (9, 0x1235), (17, 0x0CFB), (3, 0x2B4D))
    sides = draw.one(3, 5, 6, 10, 12, 20, 52, 100)
    base = draw.one(0, 1, 1)
    rolled = high(Product(high(seed), Number(sides)))
    program = (
        put(seed, plus(Scaled(Read(seed), factor), addend)),
        put(result, plus(rolled, base) if base else rolled),
    )
    return program, (
        f"Write a routine that rolls from a linear congruential generator: the seed word {seed.address} becomes seed * {factor} + ${addend:04X} (16 bits), then its new high byte times {sides}, divided by 256 and rounded down, {'plus 1 ' if base else ''}goes to {result.address}.",
        f"How do I get {base} to {sides - 1 + base} from an LCG? word {seed.address}: x = x * {factor} + ${addend:04X}; byte {result.address} = {'1 + ' if base else ''}((x >> 8) * {sides} >> 8).",
        f"word[{seed.address}] = word[{seed.address}] * {factor} + ${addend:04X}; byte[{result.address}] = ((word[{seed.address}] >> 8) * {sides}) >> 8{' + 1' if base else ''}.",
        f"lcg {factor}/${addend:04X} (u16) at {seed.address}, then high byte scaled to {base}..{sides - 1 + base} -> {result.address}",
        f"A {sides}-sided die, faces from {base}. First renew the 16-bit seed {seed.address} (times {factor} plus ${addend:04X}), then scale its upper byte: upper * {sides} / 256, without the fraction{', and one more' if base else ''}. Face to {result.address}.",
    )


def below_without_bias(draw: Drawer) -> Made:
    seed, result = draw.variable(8), draw.variable(8)
    sides = draw.one(3, 5, 6, 10, 12, 20, 24, 40, 52, 100)
    mask = (1 << (sides - 1).bit_length()) - 1
    factor = draw.one(5, 9, 17, 21)
    addend = draw.rng.randrange(1, 256, 2)
    step = put(seed, plus(Scaled(Read(seed), factor), addend))
    program = (
        step,
        While(check(masked(seed, mask), ">=", sides), (step,)),
        put(result, masked(seed, mask)),
    )
    return program, (
        f"Write a routine that draws a number below {sides} without bias: renew the seed byte {seed.address} (times {factor} plus ${addend:02X}, 8 bits) and look at its bits ${mask:02X}; if they make {sides} or more, renew again, as often as it takes. The accepted value goes to {result.address}.",
        f"How do I do rejection sampling for 0 to {sides - 1}? Generator: byte {seed.address} = it * {factor} + ${addend:02X}. Step at least once, repeat while (seed & ${mask:02X}) >= {sides}; result seed & ${mask:02X} to {result.address}.",
        f"do s = s * {factor} + ${addend:02X}; while ((s & ${mask:02X}) >= {sides}); byte[{result.address}] = s & ${mask:02X}; s = byte[{seed.address}], 8 bits.",
        f"rejection: {seed.address} = {seed.address} * {factor} + ${addend:02X} until ({seed.address} & ${mask:02X}) < {sides}, at least one step; keep that at {result.address}",
        f"All {sides} prizes must be equally likely, so no modulo: advance the byte seed {seed.address} (x{factor}, +${addend:02X}), mask it with ${mask:02X}, and throw away whatever is no prize number (0 to {sides - 1}) by advancing again. Prize to {result.address}; the seed keeps its last value.",
    )


def skip_ahead(draw: Drawer) -> Made:
    seed, count = draw.variable(16), draw.variable(8)
    factor, addend = draw.one((5, 0x3619), (5, 7), (9, 0x1235), (3, 0x2B4D))
    program = (Repeat(Read(count), (put(seed, plus(Scaled(Read(seed), factor), addend)),)),)
    return program, (
        f"Write a routine that advances the generator at {seed.address} as many times as the byte {count.address} says (0: not at all); one step is word * {factor} + ${addend:04X}, 16 bits.",
        f"How do I burn n random numbers? n = {count.address} (byte, may be 0), seed word {seed.address}, seed = seed * {factor} + ${addend:04X} each time.",
        f"repeat byte[{count.address}] times: word[{seed.address}] = word[{seed.address}] * {factor} + ${addend:04X}.",
        f"Replays get out of step unless I skip the numbers that the other player drew. {count.address} of them: step the LCG word {seed.address} (x{factor} + ${addend:04X}) that often and leave the count alone.",
        f"step LCG {seed.address} (a={factor}, c=${addend:04X}, u16) n = {count.address} times",
    )


def two_generators_mixed(draw: Drawer) -> Made:
    one, other, result = draw.variable(8), draw.variable(8), draw.variable(8)
    factor, addend, feed = draw.one(5, 9, 13, 17), draw.rng.randrange(1, 256, 2), draw.one(0xB8, 0xB4, 0x8E, 0x1D)
    program = (
        put(one, plus(Scaled(Read(one), factor), addend)),
        If(
            Bits(Read(other), 1, "any"),
            (put(other, toggled(shr(other, 1), feed)),),
            (put(other, shr(other, 1)),),
        ),
        put(result, toggled(one, other)),
    )
    return program, (
        f"Write a routine that combines two byte generators: {one.address} becomes {one.address} * {factor} + ${addend:02X}; {other.address} is shifted right, and if a 1 fell out, exclusive-ored with ${feed:02X}; the exclusive or of both new values goes to {result.address}.",
        f"How do I xor an LCG with an LFSR for a longer period? LCG byte {one.address} (x{factor} + ${addend:02X}), Galois LFSR byte {other.address} (right, mask ${feed:02X}), output {result.address}. Step both first.",
        f"a = a * {factor} + ${addend:02X}; b = b & 1 ? b >> 1 ^ ${feed:02X} : b >> 1; byte[{result.address}] = a ^ b; a = byte[{one.address}], b = byte[{other.address}].",
        f"combined rng: lcg {one.address} ({factor}, ${addend:02X}) ^ galois lfsr {other.address} (${feed:02X}) -> {result.address}",
        f"One byte of noise repeats after 256 draws. I keep two, {one.address} (times {factor}, plus ${addend:02X}) and {other.address} (a right-shifting register that takes ${feed:02X} by xor whenever bit 0 was set), advance each once, and use their xor as the number, at {result.address}.",
    )


def shuffle_whole_deck(draw: Drawer) -> Made:
    deck = draw.array(draw.one(8, 8, 16), draw.one(8, 10, 12, 16, 20, 32))
    seed = draw.variable(8)
    factor, addend = draw.one(5, 9, 13, 17), draw.rng.randrange(1, 256, 2)
    own = Algorithms(draw).own
    spot, other = own("spot"), own("other")
    program = (
        put(spot, deck.length - 1),
        While(
            check(spot, "!=", 0),
            (
                put(seed, plus(Scaled(Read(seed), factor), addend)),
                put(other, high(Product(Read(seed), plus(spot, 1)))),
                Swap(at(deck, spot), at(deck, other)),
                less(spot),
            ),
        ),
    )
    return program, (
        f"Write a routine that shuffles the {where(deck)} (Fisher and Yates): for i from {deck.length - 1} down to 1, renew the seed byte {seed.address} (times {factor} plus ${addend:02X}, 8 bits), take j = seed * (i + 1) / 256 rounded down, and exchange elements i and j.",
        f"How do I shuffle {deck.length} {size(deck)}s at {deck.address}? From the last element to the second: s = s * {factor} + ${addend:02X}; j = s * (i + 1) >> 8; swap a[i], a[j]. s is the byte {seed.address}.",
        f"for (i = {deck.length - 1}; i > 0; --i) {{ s = s * {factor} + ${addend:02X}; swap(a[i], a[s * (i + 1) >> 8]); }} s = byte[{seed.address}] (8 bits), a = {where(deck)}.",
        f"Fisher-Yates on {where(deck)}; rng byte {seed.address}: x{factor} + ${addend:02X} before each swap; j = rng * (i + 1) >> 8, i = {deck.length - 1}..1",
        f"A deck of {deck.length} cards ({size(deck)}s from {deck.address}) is shuffled from the bottom: place {deck.length - 1} first, then down to place 1. For each place the seed {seed.address} becomes seed * {factor} + ${addend:02X}, and the card changes places with the one at floor(seed * (place + 1) / 256).",
    )


def rarity_by_flips(draw: Drawer) -> Made:
    noise, tier = draw.variable(16), draw.variable(8)
    most = draw.rng.randrange(3, 9)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(tier, 0),
        put(rest, noise),
        While(
            Both(check(tier, "<", most), Bits(Read(rest), 1, "any")),
            (more(tier), put(rest, shr(rest, 1))),
        ),
    )
    return program, (
        f"Write a routine that determines a rarity by coin flips: count how many of the lowest bits of the random word {noise.address} are 1 in a row, starting with bit 0, but at most {most}. Store the count at {tier.address}.",
        f"How do I get a geometric distribution from random bits? {noise.address} (word): number of trailing ones, limited to {most}, to byte {tier.address}.",
        f"t = 0; while (t < {most} && word[{noise.address}] >> t & 1) ++t; byte[{tier.address}] = t.",
        f"tier {tier.address} = trailing ones of word {noise.address}, max {most}",
        f"Every loot tier is half as likely as the one below it. Flip on (bits of {noise.address} from the lowest up, 1 is heads) until tails comes or tier {most} is reached; tier to {tier.address}. {noise.address} itself, 16 bits, must not change.",
    )


def fill_with_noise(draw: Drawer) -> Made:
    target = draw.array(8)
    seed = draw.variable(16)
    factor, addend = draw.one((5, 0x3619), (5, 7), (9, 0x1235), (17, 0x0CFB))
    mask = draw.one(0xFF, 0x0F, 0x1F, 0x3F, 0x07)
    drawn = high(seed) if mask == 0xFF else masked(high(seed), mask)
    program = (
        Each(
            (target,),
            (put(seed, plus(Scaled(Read(seed), factor), addend)), put(Here(target), drawn)),
        ),
    )
    cut = "" if mask == 0xFF else f" & ${mask:02X}"
    return program, (
        f"Write a routine that fills the {where(target)} with random numbers: for each, in order, the seed word {seed.address} becomes seed * {factor} + ${addend:04X}, and its high byte{cut and ' (anded with' + cut[2:] + ')'} is stored.",
        f"How do I fill a buffer from an LCG? {where(target)}, first to last; x = x * {factor} + ${addend:04X} in word {seed.address}; store (x >> 8){cut}.",
        f"for i < {target.length}: x = x * {factor} + ${addend:04X}; a[i] = (x >> 8){cut}; x = word[{seed.address}], a = bytes at {target.address}.",
        f"noise fill {target.address}..+{target.length - 1}: hi byte{cut} of u16 LCG {seed.address} (x{factor} + ${addend:04X}, step first)",
        f"The snow on the broken screen: {target.length} bytes at {target.address} in a row. Step my generator, the word {seed.address} (times {factor}, plus ${addend:04X}), before every byte and write its upper half{' masked by' + cut[2:] if cut else ''}.",
    )


def sprinkle(draw: Drawer) -> Made:
    [cells] = draw.one(draw.slots, draw.records)(8)
    seed = draw.variable(8)
    factor, addend = draw.one(5, 9, 13, 17), draw.rng.randrange(1, 256, 2)
    chance, tile, empty = draw.rng.randrange(20, 120), draw.rng.randrange(1, 0xFF), draw.one(0, 0, 0xFF)
    count = draw.variable(8)
    program = (
        put(count, 0),
        Each(
            (cells,),
            (
                when(
                    check(Here(cells), "==", empty),
                    put(seed, plus(Scaled(Read(seed), factor), addend)),
                    when(check(seed, "<", chance), put(Here(cells), tile), more(count)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that sprinkles flowers: for each of the {where(cells)} that is ${empty:02X}, in order, renew the seed byte {seed.address} (times {factor} plus ${addend:02X}); if it is then below {chance}, the cell becomes ${tile:02X}. Store how many were planted at {count.address}.",
        f"How do I scatter ${tile:02X} over free cells at random? {where(cells)}; free is ${empty:02X}. For each free one: s = s * {factor} + ${addend:02X} (byte {seed.address}); s < {chance}: plant. Number planted to {count.address}. The seed doesn't move for taken cells.",
        f"n = 0; for c in the {where(cells)}: if c == ${empty:02X}: s = s * {factor} + ${addend:02X}; if s < {chance}: c = ${tile:02X}, ++n; byte[{count.address}] = n; s = byte[{seed.address}].",
        f"{where(cells)}: each ${empty:02X} -> ${tile:02X} with chance {chance}/256 (rng {seed.address} = x{factor} + ${addend:02X}, stepped per empty cell); planted count {count.address}",
        f"Spring comes to the meadow ({where(cells)}). A bare patch, ${empty:02X}, asks my byte generator {seed.address} (next = {factor} * it + ${addend:02X}) and grows a ${tile:02X} when the answer is under {chance}. Other patches don't ask. Tell me at {count.address} how many flowers there are new.",
    )


def scattered_order(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(5, 7, 11, 13, 17, 19))
    start = draw.variable(8, below=target.length)
    stride = draw.rng.randrange(2, target.length - 1)
    held = Algorithms(draw).own("held")
    program = (
        put(held, start),
        Each(
            (target,),
            (
                put(Here(target), held),
                more(held, stride),
                when(check(held, ">=", target.length), less(held, target.length)),
            ),
        ),
    )
    return program, (
        f"Write a routine that writes a permutation of 0 to {target.length - 1} to the {target.length} bytes from {target.address}: the first is the byte {start.address} (below {target.length}), each next one is {stride} more, modulo {target.length}.",
        f"How do I visit {target.length} things once each in a scattered order? List at {target.address}: start {start.address} (0 to {target.length - 1}), then + {stride} mod {target.length} from entry to entry.",
        f"for i < {target.length}: byte[{target.address} + i] = (byte[{start.address}] + {stride} * i) % {target.length}; the start is in range.",
        f"cheap shuffle: {target.address}[i] = (s + {stride}i) mod {target.length}, i < {target.length}, s = {start.address} < {target.length}",
        f"{target.length} spawn points are to be used in an order that looks random. {start.address} says which comes first, and each time we go {stride} points on, round the circle of {target.length}. Lay the whole order down as bytes at {target.address}.",
    )


def random_allowed_option(draw: Drawer) -> Made:
    allowed, noise, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    rest, count, wanted = own("rest"), own("count"), own("wanted")
    program = (
        when(check(allowed, "==", 0), put(result, 0xFF), Stop()),
        put(rest, allowed),
        put(count, 0),
        While(check(rest, "!=", 0), (more(count), put(rest, masked(rest, minus(rest, 1))))),
        put(wanted, high(Product(Read(noise), Read(count)))),
        put(rest, allowed),
        put(result, 0),
        While(
            Either(Bits(Read(rest), 1, "none"), check(wanted, "!=", 0)),
            (
                when(Bits(Read(rest), 1, "any"), less(wanted)),
                put(rest, shr(rest, 1)),
                more(result),
            ),
        ),
    )
    return program, (
        f"Write a routine that picks one of the set bits of {allowed.address} at random, all with the same chance: with n bits set, take number {noise.address} * n / 256 (rounded down) of them, counted from 0 at the lowest, and store its bit number at {result.address}; $FF if none is set.",
        f"How do I choose randomly among allowed options in a bit mask? Mask {allowed.address}, random byte {noise.address}. k = noise * popcount >> 8; result {result.address} = position of the k-th set bit (k from 0, from bit 0 up), or $FF for an empty mask.",
        f"b = [i for i in 0..7 if byte[{allowed.address}] >> i & 1]; byte[{result.address}] = b ? b[byte[{noise.address}] * len(b) >> 8] : $FF.",
        f"uniform set bit of {allowed.address} by noise {noise.address} (k = r * count >> 8, ascending) -> bit no. {result.address}, none $FF",
        f"The boss knows up to eight attacks; bits of {allowed.address} say which are possible now. Let chance decide fairly: scale the random byte {noise.address} to the number of possible ones (multiply, high byte) and count that many possible attacks past the lowest. Attack number to {result.address}; without any, $FF.",
    )


def galois_backwards(draw: Drawer) -> Made:
    seed = draw.variable(16)
    feed = draw.one(0xB400, 0xA801, 0xD008, 0x8016)
    program = (
        If(
            Bits(Read(seed), 0x8000, "any"),
            (put(seed, joined(shl(toggled(seed, feed), 1), 1)),),
            (put(seed, shl(seed, 1)),),
        ),
    )
    return program, (
        f"Write a routine that takes back one step of the random register at {seed.address} (word): if bit 15 is set, exclusive-or it with ${feed:04X}, shift it left by one and set bit 0; otherwise just shift it left.",
        f"How do I run a right-shifting Galois LFSR with mask ${feed:04X} backwards? Word {seed.address}; top bit set: (x ^ ${feed:04X}) << 1 | 1, else x << 1.",
        f"x = x & $8000 ? ((x ^ ${feed:04X}) << 1) | 1 : x << 1; x = word[{seed.address}], 16 bits.",
        f"undo one Galois step (right, ${feed:04X}) of {seed.address}, 16 bits",
        f"My replay can rewind, so the noise has to as well. Forward, the word {seed.address} goes right and takes ${feed:04X} by xor if a 1 fell out. That mask has bit 15, so bit 15 tells whether it did: then remove the mask, go left and bring the 1 back in; if not, only go left.",
    )


def stir_seed(draw: Drawer) -> Made:
    seed, frame, pad = draw.variable(16), draw.variable(8), draw.variable(16)
    mixed = toggled(Unary("swap", Read(seed)), pad)
    backup = draw.one(1, 0x1234, 0xACE1)
    program = (
        put(seed, plus(mixed, wide(frame))),
        when(check(seed, "==", 0), put(seed, backup)),
    )
    return program, (
        f"Write a routine that stirs the seed word {seed.address}: exchange its two bytes, exclusive-or the word {pad.address}, add the byte {frame.address} (16-bit sum, wrapping); a seed of 0 is replaced by ${backup:04X}.",
        f"How do I mix input into a random seed that must never be 0? Word {seed.address}: xba, eor word {pad.address}, add byte {frame.address}; if the result is 0, ${backup:04X}.",
        f"s = (swap(s) ^ word[{pad.address}]) + byte[{frame.address}]; word[{seed.address}] = s ? s : ${backup:04X}; s is that word, swap exchanges bytes.",
        f"entropy: {seed.address} = (bswap16({seed.address}) ^ {pad.address}) + u8 {frame.address}, 0 -> ${backup:04X}",
        f"On the title screen the player's buttons ({pad.address}, 16 bits) and the frame count ({frame.address}, 8 bits) feed my seed {seed.address}: swap the seed's bytes, xor the buttons, add the frames. My generator is stuck at 0, so use ${backup:04X} in that case.",
    )


def unbias_bit_pairs(draw: Drawer) -> Made:
    flips, result = draw.variable(16), draw.variable(8)
    rest = Algorithms(draw).own("rest", 16)
    none = draw.one(2, 0xFF, 0x80)
    program = (
        put(rest, flips),
        put(result, none),
        Repeat(
            Number(8),
            (
                when(check(masked(rest, 3), "==", 1), put(result, 1), Stop()),
                when(check(masked(rest, 3), "==", 2), put(result, 0), Stop()),
                put(rest, shr(rest, 2)),
            ),
        ),
    )
    return program, (
        f"Write a routine that gets a fair bit out of unfair ones (von Neumann): the word {flips.address} holds eight pairs of bits, the lowest pair first. The first pair whose bits differ decides: store its lower bit at {result.address}. If there is no such pair, ${none:02X}.",
        f"How do I debias random bits? Word {flips.address}, pairs from bit 0 up: 01 -> 1, 10 -> 0 (written high bit, low bit), 00 and 11 are skipped. First decision to byte {result.address}; none in eight pairs: ${none:02X}.",
        f"byte[{result.address}] = ${none:02X}; for i < 8: p = word[{flips.address}] >> 2 * i & 3; if p == 1 or p == 2: byte[{result.address}] = p & 1; break.",
        f"von Neumann extractor on {flips.address} (16 bits, pairs lsb first, lower bit of the first unequal pair) -> {result.address}, else ${none:02X}",
        f"The coin in my mini game is bent. Sixteen throws are recorded in {flips.address}, a bit each, from bit 0. Take them two by two: equal throws say nothing, unequal ones give the earlier throw (the lower bit) as the verdict. Write the first verdict to {result.address}, ${none:02X} if there isn't any.",
    )


def random_free_slot(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(6, 8, 10, 12, 16))
    noise, result = draw.variable(8), draw.variable(8)
    empty = draw.one(0, 0, 0xFF)
    own = Algorithms(draw).own
    count, wanted = own("count"), own("wanted")
    free = check(Here(slots), "==", empty)
    program = (
        put(count, Count(slots, free)),
        put(result, 0xFF),
        put(wanted, high(Product(Read(noise), Read(count)))),
        Each(
            (slots,),
            (
                when(
                    free,
                    when(check(wanted, "==", 0), put(result, Index()), Stop()),
                    less(wanted),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that picks a random free slot: the {where(slots)} are free where they hold ${empty:02X}. Of n free ones take number {noise.address} * n / 256, rounded down, counted from 0 in slot order; its index goes to {result.address}, $FF if all are taken.",
        f"How do I choose uniformly among free slots? {where(slots)}, free = ${empty:02X}, random byte {noise.address}: k = noise * free >> 8, index of the k-th free slot (from 0) to {result.address}; none: $FF.",
        f"f = [i for i < {slots.length} if a[i] == ${empty:02X}]; byte[{result.address}] = f ? f[byte[{noise.address}] * len(f) >> 8] : $FF; a = bytes at {slots.address}.",
        f"random ${empty:02X} entry of {where(slots)} by noise {noise.address} (scaled: r * n >> 8) -> index {result.address} / $FF",
        f"Moles pop up from unoccupied holes only ({where(slots)}; ${empty:02X} is unoccupied), each with the same chance. The random byte {noise.address} is scaled to the number of such holes by multiplying and keeping the high byte, and that many of them are passed over. Hole number to {result.address}, $FF when every hole has its mole.",
    )


def guess_the_coin(draw: Drawer) -> Made:
    seed, guess, streak, best = draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    factor, addend = draw.one(5, 9, 13, 17), draw.rng.randrange(1, 256, 2)
    program = (
        put(seed, plus(Scaled(Read(seed), factor), addend)),
        If(
            check(shr(seed, 7), "==", guess),
            (more_up_to(streak, 255), when(check(streak, ">", best), put(best, streak))),
            (put(streak, 0),),
        ),
    )
    return program, (
        f"Write a routine for heads or tails: renew the seed byte {seed.address} (times {factor} plus ${addend:02X}); its new top bit is the toss. If it equals the guess in {guess.address} (0 or 1), the streak {streak.address} grows by 1 (at most 255) and, if it then beats the record {best.address}, becomes the record; a wrong guess resets the streak to 0.",
        f"How do I toss a coin and keep a streak? Seed {seed.address} = it * {factor} + ${addend:02X}, toss = bit 7 afterwards, guess {guess.address} (0/1). Right: ++{streak.address}, stopping at 255, and {best.address} = max of both. Wrong: {streak.address} = 0.",
        f"s = s * {factor} + ${addend:02X}; if (s >> 7 == g) k = min(k + 1, 255), b = max(b, k); else k = 0; s, g, k, b = bytes {seed.address}, {guess.address} (0 or 1), {streak.address}, {best.address}.",
        f"coin: rng {seed.address} (x{factor} + ${addend:02X}), bit 7 vs guess {guess.address} in 0..1; streak {streak.address} (sat 255) / 0; record {best.address}",
        f"The gambler in the inn pays for long runs of right guesses. One round: advance his byte {seed.address} (multiply by {factor}, add ${addend:02X}), read the sign bit as the coin, compare with my call {guess.address}, which is 0 or 1. Keep the run in {streak.address} (a miss clears it; no wrap beyond 255) and the longest run ever in {best.address}.",
    )


def heads_as_bonus(draw: Drawer) -> Made:
    noise, damage = draw.variable(8), draw.variable(8)
    coins = draw.rng.randrange(3, 8)
    each = draw.one(1, 2, 3, 5)
    rest = Algorithms(draw).own("rest")
    cap = draw.one(255, 99, 200)
    program: tuple[Statement, ...] = (
        put(rest, noise),
        Repeat(
            Number(coins),
            (
                when(Bits(Read(rest), 1, "any"), more_up_to(damage, cap, each)),
                put(rest, shr(rest, 1)),
            ),
        ),
    )
    if cap != 255:  # where no coin shows heads, a damage beyond the cap is left as it is
        program = (when(check(damage, ">", cap), put(damage, cap)), *program)
    return program, (
        f"Write a routine that throws {coins} coins for extra damage: for each of the lowest {coins} bits of the random byte {noise.address} that is 1, {damage.address} grows by {each}; it never exceeds {cap}{'' if cap == 255 else ' (a higher value is cut to that in any case)'}.",
        f"How do I add a binomial bonus? Popcount of the low {coins} bits of {noise.address}, times {each}, added to the byte {damage.address}, result limited to {cap}.",
        f"byte[{damage.address}] = min({cap}, byte[{damage.address}] + {each} * popcount(byte[{noise.address}] & ${(1 << coins) - 1:02X})).",
        f"{damage.address} += {each} per set bit in {noise.address} & ${(1 << coins) - 1:02X}, sat at {cap}",
        f"{coins} coins are tossed - bits 0 to {coins - 1} of {noise.address} - and every head is worth {each} damage on top of what {damage.address} holds. {cap} is the most a blow can do.",
    )


def two_different_numbers(draw: Drawer) -> Made:
    one, other, first, second = (draw.variable(8) for _ in range(4))
    count = draw.rng.randrange(3, 40)
    program = (
        put(first, high(Product(Read(one), Number(count)))),
        put(second, high(Product(Read(other), Number(count - 1)))),
        when(check(second, ">=", first), more(second)),
    )
    return program, (
        f"Write a routine that draws two different numbers from 0 to {count - 1}: the first is {one.address} * {count} / 256 and goes to {first.address}; the second is {other.address} * {count - 1} / 256, raised by 1 if it is not below the first, and goes to {second.address}. Bytes, rounded down.",
        f"How do I pick two distinct values below {count} without looping? Random bytes {one.address}, {other.address}: a = r1 * {count} >> 8, b = r2 * {count - 1} >> 8, if b >= a then ++b. a -> {first.address}, b -> {second.address}.",
        f"a = (byte[{one.address}] * {count}) >> 8; b = (byte[{other.address}] * {count - 1}) >> 8; byte[{first.address}] = a; byte[{second.address}] = b + (b >= a).",
        f"two distinct of {count}: {one.address} scaled by {count} -> {first.address}; {other.address} scaled by {count - 1}, skipping the first -> {second.address}",
        f"Two of my {count} villagers get a quest today, never the same one twice. The noise bytes {one.address} and {other.address} are scaled (multiply, keep the high byte): the first to all {count}, the second to the {count - 1} others, which close ranks where the first was missing. Their numbers: {first.address} and {second.address}.",
    )


def card_from_number(draw: Drawer) -> Made:
    card = draw.variable(8, below=52)
    suit, face, points = draw.variable(8), draw.variable(8), draw.variable(8)
    ace = draw.one(1, 11)
    program: tuple[Statement, ...] = (
        put(suit, low(Quotient(wide(card), Number(13)))),
        put(face, plus(low(Quotient(wide(card), Number(13), remainder=True)), 1)),
        put(points, Binary("min", Read(face), Number(10))),
    )
    if ace == 11:
        program = (*program, when(check(face, "==", 1), put(points, 11)))
    return program, (
        f"Write a routine that reads a card number, {card.address} from 0 to 51 with 13 cards a suit: the suit (0 to 3) goes to {suit.address}, the face (1 ace to 13 king) to {face.address}, and the points to {points.address}: the face, but 10 for anything above 10{' and 11 for an ace' if ace == 11 else ''}.",
        f"How do I split a deck index into suit and rank? Byte {card.address} (0-51): suit = n / 13 -> {suit.address}, rank = n % 13 + 1 -> {face.address}, value = min(rank, 10){', aces 11' if ace == 11 else ''} -> {points.address}.",
        f"n = byte[{card.address}] (< 52); byte[{suit.address}] = n / 13; byte[{face.address}] = r = n % 13 + 1; byte[{points.address}] = {'r == 1 ? 11 : ' if ace == 11 else ''}min(r, 10).",
        f"card {card.address} (0..51) -> suit {suit.address}, rank 1..13 {face.address}, points {points.address} (face cards 10, ace {ace})",
        f"The cardsharp deals number {card.address} of a full deck, suits one after the other, ace first, king last, counted from 0. Table talk needs the suit number ({suit.address}), the rank from 1 ({face.address}) and what it's worth ({points.address}): pictures 10, the ace {ace}, others their rank.",
    )


RECIPES = (
    fibonacci_register,
    lagged_generator,
    new_seed_then_die,
    below_without_bias,
    skip_ahead,
    two_generators_mixed,
    shuffle_whole_deck,
    rarity_by_flips,
    fill_with_noise,
    sprinkle,
    scattered_order,
    random_allowed_option,
    galois_backwards,
    stir_seed,
    unbias_bit_pairs,
    random_free_slot,
    guess_the_coin,
    heads_as_bonus,
    two_different_numbers,
    card_from_number,
)
