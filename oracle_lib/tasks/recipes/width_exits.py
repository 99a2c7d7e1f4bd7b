"""Words under conditions on bytes and bytes on words, with several ways out and fields inside of words."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Field,
    Half,
    Here,
    If,
    Number,
    Quotient,
    Read,
    Shifted,
    Stop,
    Switch,
    Unary,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def refuse_empty_or_full(draw: Drawer) -> Made:
    amount, stock, free, result = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(8)
    codes = draw.rng.sample(range(1, 100), 3)
    wide = Widened(Read(amount))
    program = (
        when(check(amount, "==", 0), put(result, codes[0]), Stop()),
        when(check(stock, "<", wide), put(result, codes[1]), Stop()),
        less(stock, wide),
        more(free, wide),
        put(result, codes[2]),
    )
    return program, (
        f"Write a routine that moves byte {amount.address} units from the word {stock.address} to the word {free.address}: if the byte is 0, {result.address} becomes {codes[0]} and nothing moves; if the first word has less, {result.address} becomes {codes[1]} and nothing moves; otherwise the amount is taken from the one and added to the other (modulo 65536), and {result.address} becomes {codes[2]}.",
        f"Transfer with three ways out? amount byte {amount.address}, from word {stock.address}, to word {free.address}, code byte {result.address}: 0 asked -> {codes[0]}; not enough -> {codes[1]}; done -> {codes[2]}.",
        f"n = byte[{amount.address}]; n == 0: r = {codes[0]}; word[{stock.address}] < n: r = {codes[1]}; else word[{stock.address}] -= n, word[{free.address}] += n, r = {codes[2]}; r -> byte[{result.address}].",
        f"The shopkeeper loads {amount.address} sacks (a byte) from the cellar ({stock.address}) onto the cart ({free.address}), both 16 bits. Nothing ordered: answer {codes[0]}. More ordered than there is: answer {codes[1]} and leave everything. Otherwise carry them over and answer {codes[2]}. The answer is one byte, {result.address}.",
    )


def word_list_by_byte_list(draw: Drawer) -> Made:
    kinds, values = draw.slots(8, 16)
    kind, total, most = draw.variable(8), draw.variable(16), draw.variable(16)
    program = (
        put(total, 0),
        put(most, 0),
        Each(
            (kinds, values),
            (
                when(
                    check(masked(toggled(Here(kinds), kind), 3), "==", 0),
                    put(total, plus(total, Here(values))),
                    put(most, Binary("max", Read(most), Read(Here(values)))),
                ),
            ),
        ),
    )
    count = kinds.length
    return program, (
        f"Write a routine that sums up one class of items: {count} class bytes at {kinds.address} (low two bits count), {count} value words at {values.address}. Of the items whose class equals that of the byte {kind.address}, the sum of the values, modulo 65536, goes to the word {total.address}, the largest value to the word {most.address}; without any both are 0.",
        f"Total and maximum of words by a byte key? keys {kinds.address}, values {values.address}, {count} each; (key ^ byte {kind.address}) & 3 == 0. Sum -> word {total.address}, max (unsigned) -> word {most.address}; none: 0, 0.",
        f"word[{total.address}], word[{most.address}] = sum, max of v[i] where (k[i] & 3) == (byte[{kind.address}] & 3), 0 for none; i < {count}; k: {kinds.address}, v: words {values.address}.",
        f"The treasury has four kinds of things, told by two bits of a byte each ({kinds.address} on; the other bits mean other things), and a value of two bytes each ({values.address} on). For the kind asked in {kind.address} (again two bits) I want to know the value of all {count} entries of it together ({total.address}, may wrap) and the most precious one's ({most.address}).",
    )


def byte_index_from_word(draw: Drawer) -> Made:
    bits = draw.one(3, 4, 5)
    table = draw.table(1 << bits, draw.one(8, 16))
    word, result = draw.variable(16), draw.variable(table.width)
    low = draw.rng.randrange(3, 15 - bits)
    index = replace(Algorithms(draw).own("index"), below=1 << bits)
    program = (
        put(index, Half(Field(Read(word), low, bits), False)),
        put(result, at(table, index)),
    )
    kind = size(result)
    return program, (
        f"Write a routine that picks a table entry by part of a word: bits {low} to {low + bits - 1} of the word {word.address} are the number of an entry of {listed(table)}, which goes to the {kind} {result.address}.",
        f"Table lookup with index (word {word.address} >> {low}) & {(1 << bits) - 1}: {listed(table)}; to {kind} {result.address}?",
        f"{kind}[{result.address}] = ({listed(table)})[(word[{word.address}] >> {low}) & {(1 << bits) - 1}].",
        f"Every {1 << low} steps of the 16-bit position {word.address} the ground changes, {1 << bits} kinds in a circle: {listed(table)}. Which one is under us? Write the {kind} to {result.address}.",
    )


def signed_byte_sum(draw: Drawer) -> Made:
    bytes_, total, sign = draw.array(8, draw.one(4, 6, 8, 12)), draw.variable(16), draw.variable(8)
    program = (
        put(total, 0),
        Each((bytes_,), (put(total, plus(total, Widened(Read(Here(bytes_)), signed=True))),)),
        If(
            Bits(Read(total), 0x8000, "any"),
            (put(sign, 0xFF),),
            (If(check(total, "==", 0), (put(sign, 0),), (put(sign, 1),)),),
        ),
    )
    return program, (
        f"Write a routine that adds up {bytes_.length} signed bytes at {bytes_.address} into the signed word {total.address} and tells its sign in {sign.address}: $FF below 0, 0 at 0, 1 above.",
        f"Sum of {bytes_.length} s8 values from {bytes_.address} as s16 -> {total.address}; sign(-1/0/1) -> byte {sign.address}. Code?",
        f"word[{total.address}] = sum of (s8)b[i], i < {bytes_.length}; byte[{sign.address}] = sign of it ($FF, 0, 1); b: {bytes_.address}.",
        f"All forces on the raft are bytes from -128 to 127 ({bytes_.length} of them, {bytes_.address}). Their sum needs 16 bits ({total.address}). And which way does it go? 1 for positive, $FF for negative, 0 if they cancel, to {sign.address}.",
    )


def carry_between_fields(draw: Drawer) -> Made:
    word, bump, over = draw.variable(16), draw.variable(8, below=32), draw.variable(8)
    low = draw.one(0, 5, 10)
    mask = 31 << low
    total = Algorithms(draw).own("total")
    program = (
        put(total, plus(Half(Field(Read(word), low, 5), False), bump)),
        If(
            check(total, ">", 31),
            (put(total, 31), put(over, 1)),
            (put(over, 0),),
        ),
        put(
            word,
            joined(
                masked(word, 0xFFFF ^ mask), Shifted(Widened(Read(total)), "left", low) if low else Widened(Read(total))
            ),
        ),
    )
    return program, (
        f"Write a routine that raises a 5-bit field of a word without touching its neighbours: bits {low} to {low + 4} of the word {word.address} grow by the byte {bump.address} (below 32), at most to 31. {over.address} becomes 1 if the sum was more, else 0.",
        f"Saturating add into bits {low}-{low + 4} of word {word.address}: + byte {bump.address} (0-31), cap 31, clipped flag -> byte {over.address}?",
        f"f = (word[{word.address}] >> {low} & 31) + byte[{bump.address}]; byte[{over.address}] = f > 31; field = min(f, 31); other bits kept; addend < 32.",
        f"Strength is five bits wide, bit {low} being its lowest, in a word with other attributes ({word.address}). Training adds {bump.address} to it, never more than 31. Strength ends at 31; if something was lost thereby, write 1 to {over.address}, if not 0. The other eleven bits must stay.",
    )


def scale_by_difficulty(draw: Drawer) -> Made:
    level, base, result = draw.variable(8, below=4), draw.variable(16), draw.variable(16)
    extra = draw.rng.randrange(2, 60)
    program = (
        Switch(
            Read(level),
            (
                (0, (put(result, Shifted(Read(base), "right", 1)),)),
                (1, (put(result, base),)),
                (2, (put(result, plus(base, Shifted(Read(base), "right", 2))),)),
                (3, (put(result, plus(plus(base, Shifted(Read(base), "right", 1)), extra)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that adapts an enemy's health to the difficulty {level.address} (0 to 3): with h the word {base.address}, the word {result.address} becomes h / 2 at 0, h at 1, h + h / 4 at 2, h + h / 2 + {extra} at 3; unsigned, divisions rounded down, sums modulo 65536.",
        f"Difficulty scaling? byte {level.address} (0-3), base word {base.address}, result word {result.address}: h >> 1; h; h + (h >> 2); h + (h >> 1) + {extra}.",
        f"word[{result.address}] = (h >> 1, h, h + (h >> 2), h + (h >> 1) + {extra})[byte[{level.address}]]; h = word[{base.address}]; level < 4.",
        f"Easy enemies have half their usual strength ({base.address}, 16 bits), normal ones all of it, hard ones a quarter more, and nightmare ones half more and {extra} on top; fractions are dropped, overflow wraps. {level.address} holds 0 for easy to 3 for nightmare. Result: {result.address}.",
    )


def shared_damage(draw: Drawer) -> Made:
    lives = draw.array(16, draw.one(2, 3, 4, 5, 6))
    damage, fallen = draw.variable(8), draw.variable(8)
    count = lives.length
    share = Algorithms(draw).own("share", 16)
    program = (
        put(share, Quotient(Widened(Read(damage)), Number(count))),
        put(fallen, 0),
        Each(
            (lives,),
            (
                If(
                    check(Here(lives), "<=", share),
                    (put(Here(lives), 0), more(fallen)),
                    (put(Here(lives), minus(Here(lives), share)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that spreads damage over a party of {count}: the byte {damage.address} divided by {count} (rounded down) is taken from each of the {count} words at {lives.address}; a word that isn't greater becomes 0. {fallen.address} gets how many of the words had to be set to 0 that way.",
        f"Split byte {damage.address} evenly over {count} word hit points ({lives.address}): share = damage / {count}; hp <= share -> 0 and counted in {fallen.address}; else hp - share?",
        f"s = byte[{damage.address}] / {count}; for i < {count}: h[i] <= s ? (h[i] = 0, n += 1) : h[i] -= s; byte[{fallen.address}] = n (from 0); h: words {lives.address}.",
        f"The breath of the dragon hits all {count} heroes alike: each gets the {count}th part, whole points only, of {damage.address}. Their hit points are words from {lives.address}. Who has no more than that part is down at 0; count those, also if they were down before, in {fallen.address}.",
    )


def bytes_of_word_in_order(draw: Drawer) -> Made:
    word, swapped = draw.variable(16), draw.variable(8)
    largest = draw.maybe(0.5)
    low, high = Half(Read(word), False), Half(Read(word), True)
    condition = check(low, ">", high) if largest else check(low, "<", high)
    program = (If(condition, (put(word, Unary("swap", Read(word))), put(swapped, 1)), (put(swapped, 0),)),)
    which = "larger" if largest else "smaller"
    return program, (
        f"Write a routine that puts the {which} byte of the word {word.address} into its high half and the other into the low half (unsigned). {swapped.address} becomes 1 if they had to change places, else 0.",
        f"Order the two bytes of word {word.address}, {which} one high; byte {swapped.address} = swapped?",
        f"w = word[{word.address}]; if lo(w) {'>' if largest else '<'} hi(w): w = swap bytes, byte[{swapped.address}] = 1; else byte[{swapped.address}] = 0.",
        f"Two dice lie in one word, {word.address}. My table lists each pair only once, the {which} die in the upper byte, so turn the pair round if it lies the other way, and note in {swapped.address} whether you did (1) or not (0).",
    )


def window_of_values(draw: Drawer) -> Made:
    value_, low, high, where_ = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    scale = draw.one(4, 8, 16)
    shift = scale.bit_length() - 1
    codes = draw.rng.sample(range(256), 3)
    program = (
        If(
            check(value_, "<", Shifted(Widened(Read(low)), "left", shift)),
            (put(where_, codes[0]),),
            (
                If(
                    check(value_, ">", Shifted(Widened(Read(high)), "left", shift)),
                    (put(where_, codes[1]),),
                    (put(where_, codes[2]),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that compares the word {value_.address} (unsigned) with two limits stored as bytes in units of {scale}: below {scale} * byte {low.address} {where_.address} becomes {codes[0]}; otherwise, above {scale} * byte {high.address}, it becomes {codes[1]}; else {codes[2]}.",
        f"16-bit value {value_.address} against byte limits {low.address}/{high.address} (times {scale}): under the first -> {codes[0]}, over the second -> {codes[1]}, else {codes[2]}; to byte {where_.address}. First test first.",
        f"byte[{where_.address}] = v < {scale} * byte[{low.address}] ? {codes[0]} : v > {scale} * byte[{high.address}] ? {codes[1]} : {codes[2]}; v = word[{value_.address}].",
        f"A door's light barrier reaches from {low.address} to {high.address} tiles of {scale} pixels, the hero is at pixel {value_.address} (two bytes). {codes[0]} if he is before it, {codes[1]} if he is past it (further than the second limit), {codes[2]} if he's in it, the limits themselves included; into {where_.address}. Being before it is checked first.",
    )


RECIPES = (
    refuse_empty_or_full,
    word_list_by_byte_list,
    byte_index_from_word,
    signed_byte_sum,
    carry_between_fields,
    scale_by_difficulty,
    shared_damage,
    bytes_of_word_in_order,
    window_of_values,
)
