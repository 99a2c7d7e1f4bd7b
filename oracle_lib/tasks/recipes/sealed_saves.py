"""Save-file words and bytes: flags gathered and spread, versions, slots, seals, summaries, migrations of one's own formats."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Fold,
    Here,
    If,
    Number,
    Read,
    Shifted,
    Statement,
    Stop,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
    marks,
    part,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    masked,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def options_gathered(draw: Drawer) -> Made:
    sound, speed, window, saved = (
        draw.variable(8, below=2),
        draw.variable(8, below=4),
        draw.variable(8, below=8),
        draw.variable(8),
    )
    s, v, w, b = addresses(sound, speed, window, saved)
    own = Algorithms(draw).own("made")
    program = (
        put(own, together(8, (sound, 0), (speed, 1), (window, 3))),
        put(saved, joined(own, Shifted(masked(toggled(own, 3), 3), "left", 6))),
    )
    return program, (
        f"Write a routine that packs the options for the save file into {b}: sound mode {s} (0-1) in bit 0, message speed {v} (0-3) in bits 1-2, window style {w} (0-7) in bits 3-5, and in bits 6-7 the inverse of the bits 0-1.",
        f"{b} = iiwwwvvs: s = {s} (<2), v = {v} (<4), w = {w} (<8), i = ~(low two bits).",
        f"o = byte[{s}] | byte[{v}] << 1 | byte[{w}] << 3; byte[{b}] = o | (~o & 3) << 6; ranges 2, 4, 8.",
        f"Mono or stereo ({s}, 0 or 1), text speed ({v}, 0 to 3) and frame ({w}, 0 to 7) share one byte of the file, in that order from bit 0. So that I can tell garbage, its two top bits repeat the two bottom ones inverted. Make the byte at {b}.",
    )


def options_checked_and_spread(draw: Drawer) -> Made:
    saved, speed, window, bad = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    b, v, w, x = addresses(saved, speed, window, bad)
    normal = draw.rng.randrange(1, 4)
    program = (
        If(
            check(masked(toggled(Shifted(Read(saved), "right", 6), saved), 3), "==", 3),
            (put(speed, part(saved, 1, 2)), put(window, part(saved, 3, 3)), put(bad, 0)),
            (put(speed, normal), put(window, 0), put(bad, 1)),
        ),
    )
    return program, (
        f"Write a routine that loads options from the byte {b}. It is valid if its bits 6-7 are the inverse of its bits 0-1; then {v} becomes bits 1-2, {w} bits 3-5 and {x} 0. Otherwise the defaults are used: {v} = {normal}, {w} = 0, {x} = 1.",
        f"{b}: bits 7-6 == ~bits 1-0 ? ({v} = bits 2-1, {w} = bits 5-3, {x} = 0) : ({v} = {normal}, {w} = 0, {x} = 1).",
        f"o = byte[{b}]; ok = ((o >> 6) ^ o) & 3 == 3; byte[{v}] = ok ? o >> 1 & 3 : {normal}; byte[{w}] = ok ? o >> 3 & 7 : 0; byte[{x}] = !ok.",
        f"An options byte ({b}) of my save begins with two bits that must be the two last ones inverted. If they are, take the text speed out of bits 1 and 2 ({v}) and the window out of bits 3 to 5 ({w}). If not, the battery is dead: speed {normal}, window 0. Say which it was in {x}, 1 for dead and 0 for fine.",
    )


def old_flags_moved(draw: Drawer) -> Made:
    old, new, version = draw.variable(8), draw.variable(16), draw.variable(8, below=3)
    o, n, v = addresses(old, new, version)
    moves = sorted(zip(draw.rng.sample(range(8), 3), draw.rng.sample(range(16), 3), strict=True))
    program: tuple[Statement, ...] = (
        when(check(version, "==", 2), Stop()),
        put(new, 0),
        *(marks(new, Bits(Read(old), 1 << a, "any"), b) for a, b in moves[:2]),
        when(check(version, "==", 1), marks(new, Bits(Read(old), 1 << moves[2][0], "any"), moves[2][1])),
        put(version, 2),
    )
    (a1, b1), (a2, b2), (a3, b3) = moves
    return program, (
        f"Write a routine that converts old save flags. If the version {v} (0-2) is 2, do nothing. Otherwise the word {n} is built anew from the old byte {o}: bit {a1} becomes bit {b1}, bit {a2} becomes bit {b2}, and only in version 1 bit {a3} becomes bit {b3}; everything else is 0. The version becomes 2.",
        f"{v} < 3. v2: return. Else word {n} = old {o}: bit {a1} -> {b1}, bit {a2} -> {b2}, and if v1 also bit {a3} -> {b3}; others clear; {v} = 2.",
        f"v = byte[{v}]; if v != 2: f = byte[{o}]; word[{n}] = (f >> {a1} & 1) << {b1} | (f >> {a2} & 1) << {b2} | (v == 1 ? (f >> {a3} & 1) << {b3} : 0); byte[{v}] = 2.",
        f"Files of my hack's earlier releases (version 0 or 1 in {v}; 2 is the present one, to be left alone) have their flags in one byte, {o}. The new home is the word {n}, initially all clear: old bit {a1} is new bit {b1}, old bit {a2} is new bit {b2}, and old bit {a3}, which meant nothing before version 1, is new bit {b3}. Mark the file as version 2 then.",
    )


def slot_summary_packed(draw: Drawer) -> Made:
    used, level, hours, place = (
        draw.variable(8, below=2),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8, below=16),
    )
    word = draw.variable(16)
    u, n, h, p, w = addresses(used, level, hours, place, word)
    program = (
        If(
            check(used, "==", 0),
            (put(word, 0),),
            (
                put(
                    word,
                    joined(
                        together(
                            16,
                            (Binary("min", Read(level), Number(63)), 0),
                            (Binary("min", Shifted(Read(hours), "right", 2), Number(31)), 6),
                            (place, 11),
                        ),
                        0x8000,
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that makes the summary word {w} of a save slot. Unused ({u} is 0; it is 0 or 1): the word is 0. Used: bit 15 set, bits 11-14 the place {p} (0-15), bits 6-10 the hours {h} divided by 4, at most 31, bits 0-5 the level {n}, at most 63.",
        f"word {w} = {u} (0/1) ? 1pppphhh hhllllll : 0; p = {p} (<16), h = min({h} / 4, 31), l = min({n}, 63).",
        f"word[{w}] = byte[{u}] ? $8000 | byte[{p}] << 11 | min(byte[{h}] >> 2, 31) << 6 | min(byte[{n}], 63) : 0; used 0-1, place 0-15.",
        f"In the file list a slot is shown from a single word ({w}): 0 for an empty one ({u} = 0), and with {u} = 1 from bit 15 down a one, four bits of where he is ({p}, within 0 to 15), five bits of playing time in steps of four hours ({h} are the hours), six bits of level ({n}). Time and level stop at the most their bits can say.",
    )


def serial_and_slot_chosen(draw: Drawer) -> Made:
    one, other, chosen = draw.variable(16), draw.variable(16), draw.variable(8)
    a, b, c = addresses(one, other, chosen)
    good_a, good_b = Bits(Read(one), 0x8000, "any"), Bits(Read(other), 0x8000, "any")
    program = (
        ladder(
            (
                Both(good_a, good_b),
                (put(chosen, either(check(masked(other, 0x7FFF), ">", masked(one, 0x7FFF)), 1, 0)),),
            ),
            (good_a, (put(chosen, 0),)),
            (good_b, (put(chosen, 1),)),
            otherwise=(put(chosen, 0xFF),),
        ),
    )
    return program, (
        f"Write a routine that chooses between two save copies by their serial words {a} and {b}: bit 15 means valid, bits 0-14 are the serial number. Both valid: {c} becomes 1 if the second has the greater number, else 0. Only the first valid: 0. Only the second: 1. None: $FF.",
        f"words {a} (copy 0), {b} (copy 1): bit 15 valid, rest serial. {c} = newest valid copy (tie: 0), $FF if neither is.",
        f"va = a >> 15, vb = b >> 15; byte[{c}] = va && vb ? (b & $7FFF) > (a & $7FFF) : va ? 0 : vb ? 1 : $FF; a = word[{a}], b = word[{b}].",
        f"The game saves in turns to two places, each with a word that has a running number in fifteen bits and, as the top bit, that writing was finished ({a} of place 0, {b} of place 1). Which is to be loaded? The finished one with the higher number, place 0 if these are equal; with one finished, that one; with none, $FF. Into {c}.",
    )


def heart_pieces_converted(draw: Drawer) -> Made:
    flags, hearts, rest = draw.variable(16), draw.variable(8), draw.variable(8)
    f, h, r = addresses(flags, hearts, rest)
    own = Algorithms(draw).own
    left, count = own("left", 16), own("count")
    start, per = draw.rng.randrange(3, 6), draw.one(4, 4, 2)
    shift = per.bit_length() - 1
    program = (
        put(left, flags),
        put(count, 0),
        While(
            check(left, "!=", 0),
            (when(Bits(Read(left), 1, "any"), more(count)), put(left, Shifted(Read(left), "right", 1))),
        ),
        put(hearts, plus(Shifted(Read(count), "right", shift), start)),
        put(rest, masked(count, per - 1)),
    )
    return program, (
        f"Write a routine that works out hearts from found pieces: the set bits of the word {f} are counted; {h} becomes {start} plus the count divided by {per}, {r} the remainder.",
        f"pieces = popcount(word {f}); hearts {h} = {start} + pieces / {per}; loose pieces {r} = pieces % {per}.",
        f"n = number of 1 bits in word[{f}]; byte[{h}] = {start} + (n >> {shift}); byte[{r}] = n & {per - 1}.",
        f"Sixteen pieces of heart are hidden, a bit of {f} each. He starts with {start} hearts and gets one for every {per} pieces. Recompute from the bits how many hearts he has ({h}) and how many pieces are waiting to be a full one ({r}), so that the save cannot contradict itself.",
    )


def name_byte_sealed(draw: Drawer) -> Made:
    name = draw.array(8, draw.one(4, 5, 6, 8))
    seal, kept = draw.variable(8), draw.variable(8, below=16)
    n, s, k = addresses(name, seal, kept)
    length = name.length
    own = Algorithms(draw).own("sum")
    program = (
        put(own, Fold("sum", name, Read(Here(name)))),
        put(own, plus(own, Shifted(Read(own), "right", 4))),
        put(seal, together(8, (masked(own, 15), 4), (kept, 0))),
    )
    return program, (
        f"Write a routine that seals a name of {length} bytes at {n}: s is their sum modulo 256, then s plus s / 16 (rounded down), modulo 256; the byte {s} gets the low nibble of the result as its high nibble and the slot number {k} (below 16) as its low one.",
        f"s = sum8({length} bytes {n}); s += s >> 4; {s} = (s & 15) << 4 | {k} ({k} < 16).",
        f"s = sum(byte[{n} + i], i < {length}) & 255; s = s + (s >> 4); byte[{s}] = (s & 15) << 4 | byte[{k}]; byte[{k}] below 16.",
        f"A player's name has {length} letters from {n}. To the file goes with it a byte ({s}) whose right digit is the slot, {k} (0 to 15), and whose left digit checks the letters: add them all up in 8 bits, add to that its own upper digit, and use the lower digit of what comes out.",
    )


def flags_counted_into_rank(draw: Drawer) -> Made:
    medals, deaths, rank = draw.array(8, draw.one(2, 3, 4)), draw.variable(8), draw.variable(8)
    m, d, r = addresses(medals, deaths, rank)
    n = medals.length
    few, some = draw.rng.randrange(2, 8), draw.rng.randrange(20, 60)
    own = Algorithms(draw).own("full")
    program = (
        put(own, Count(medals, check(masked(Here(medals), 0x0F), ">=", 12))),
        ladder(
            (Both(check(own, "==", n), check(deaths, "<", few + some)), (put(rank, 3),)),
            (check(own, ">=", n - 1), (put(rank, 2),)),
            (check(deaths, "<", some), (put(rank, 1),)),
            otherwise=(put(rank, 0),),
        ),
    )
    return program, (
        f"Write a routine that ranks a save file. Of {n} world bytes at {m} one counts as good if its low nibble is 12 or more. {r} becomes 3 if all {n} are good and the deaths {d} are below {few + some}; else 2 if at least {n - 1} are good; else 1 if the deaths are below {some}; else 0.",
        f"g = how many of {n} bytes {m} have (b & 15) >= 12; {r} = g == {n} && {d} < {few + some} ? 3 : g >= {n - 1} ? 2 : {d} < {some} ? 1 : 0.",
        f"g = #(m[i] & 15 >= 12, i < {n}); rank = 3 (g = {n}, deaths < {few + some}), 2 (g >= {n - 1}), 1 (deaths < {some}), 0; m bytes {m}, deaths {d}, rank {r}.",
        f"Four ranks for the file screen, best one first. Three: every world ({n} bytes, {m} on) has twelve or more in its lower digit, and he died less than {few + some} times ({d}). Two: at most one world misses that, however often he died. One: at any rate fewer than {some} deaths. Otherwise nought. Write it to {r}.",
    )


def time_capped_and_packed(draw: Drawer) -> Made:
    hours, minutes, word, capped = draw.variable(8), draw.variable(8, below=60), draw.variable(16), draw.variable(8)
    h, m, w, c = addresses(hours, minutes, word, capped)
    program = (
        If(
            check(hours, ">=", 100),
            (put(word, 99 << 6 | 59), put(capped, 1)),
            (put(word, together(16, (minutes, 0), (hours, 6))), put(capped, 0)),
        ),
    )
    return program, (
        f"Write a routine that packs playing time: hours {h} and minutes {m} (below 60) into the word {w}, minutes in bits 0-5, hours from bit 6 on. From 100 hours on 99:59 is stored instead and {c} is 1; otherwise {c} is 0.",
        f"word {w} = hours {h} << 6 | minutes {m} (<60); hours >= 100 -> 99:59 and {c} = 1, else {c} = 0.",
        f"(word[{w}], byte[{c}]) = byte[{h}] >= 100 ? (${99 << 6 | 59:04X}, 1) : (byte[{h}] << 6 | byte[{m}], 0); minutes 0-59.",
        f"The file keeps how long one has played as one word: six bits of minutes, the hours above them. The screen has two digits for hours, so whoever reaches 100 stays at 99:59 and gets a little star ({c} = 1; 0 for the others). Time in {h} and {m} (a real minute), word at {w}.",
    )


def changed_slots_marked(draw: Drawer) -> Made:
    old, new = draw.slots(8, 8)
    mask = draw.variable(16)
    o, n, m = addresses(old, new, mask)
    count = old.length
    program = (
        put(mask, 0),
        Each(
            (old, new),
            (
                put(mask, Shifted(Read(mask), "left", 1)),
                when(check(Here(old), "!=", Here(new)), put(Here(old), Here(new)), put(mask, joined(mask, 1))),
            ),
        ),
    )
    return program, (
        f"Write a routine that updates {count} saved bytes at {o} from the {count} bytes at {n} and tells which changed: the word {m} ends up with a bit for each place, 1 where the bytes differed, the last place in bit 0 and the first in bit {count - 1}; higher bits are 0. Where they differ the new byte is copied.",
        f"i < {count}: {n}[i] != {o}[i] -> copy to {o}[i] and set bit {count - 1} - i of word {m}; other bits 0.",
        f"word[{m}] = sum over i < {count} of (o[i] != n[i]) << ({count - 1} - i); then o = n; o bytes {o}, n bytes {n}.",
        f"SRAM is slow, so I compare first: {count} bytes as they are now ({n}) with those in the save ({o}). Bring the save up to date and leave a word at {m} that shows, from left (bit {count - 1}) to right (bit 0), which bytes were new. Bits to the left of those are clear.",
    )


def three_flags_spread(draw: Drawer) -> Made:
    word = draw.variable(16)
    targets = [draw.variable(8) for _ in range(3)]
    w, a, b, c = addresses(word, *targets)
    bits = sorted(draw.rng.sample(range(16), 3))
    on = draw.one(1, 0xFF, 0x80, 2)
    program = tuple(
        put(target, either(Bits(Read(word), 1 << bit, "any"), on, 0)) for target, bit in zip(targets, bits, strict=True)
    )
    return program, (
        f"Write a routine that spreads three flags of the word {w} to bytes: {a} becomes ${on:02X} if bit {bits[0]} is set, {b} if bit {bits[1]} is, {c} if bit {bits[2]} is; where the bit is clear the byte becomes 0.",
        f"word {w}: bit {bits[0]} -> {a}, bit {bits[1]} -> {b}, bit {bits[2]} -> {c}, as ${on:02X} / $00.",
        f"byte[{a}] = w & ${1 << bits[0]:04X} ? ${on:02X} : 0; byte[{b}] = w & ${1 << bits[1]:04X} ? ${on:02X} : 0; byte[{c}] = w & ${1 << bits[2]:04X} ? ${on:02X} : 0; w = word[{w}].",
        f"After loading, three things that the file keeps as bits of {w} (numbers {bits[0]}, {bits[1]} and {bits[2]} of the sixteen) must get back into the game's own bytes {a}, {b} and {c}. There {on} means yes and 0 means no.",
    )


RECIPES = (
    options_gathered,
    options_checked_and_spread,
    old_flags_moved,
    slot_summary_packed,
    serial_and_slot_chosen,
    heart_pieces_converted,
    name_byte_sealed,
    flags_counted_into_rank,
    time_capped_and_packed,
    changed_slots_marked,
    three_flags_spread,
)
