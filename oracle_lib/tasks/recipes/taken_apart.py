"""Packed words and bytes taken apart into the numbers in them, and those made ready for use: added to, scaled, signed, looked up."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Field,
    Half,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Set,
    Shifted,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    cut,
    ladder,
    part,
    raised,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    listed,
    masked,
    minus,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def placement_to_pixels(draw: Drawer) -> Made:
    word, x, y, kind = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(8)
    w, a, b, k = addresses(word, x, y, kind)
    tile = draw.one(3, 4)
    program = (
        put(kind, part(word, 11, 5)),
        put(x, Shifted(Field(Read(word), 0, 6), "left", tile)),
        put(y, Shifted(Field(Read(word), 6, 5), "left", tile)),
    )
    step = 1 << tile
    return program, (
        f"Write a routine that reads a placement word {w}: bits 0-5 are the column, bits 6-10 the row, bits 11-15 the enemy kind. Column and row are in tiles of {step} pixels and are stored as pixel words at {a} and {b}; the kind goes to the byte {k}.",
        f"kkkkk yyyyy xxxxxx in word {w} -> pixel x word {a}, pixel y word {b} (tiles are {step} px), kind byte {k}.",
        f"word[{a}] = (word[{w}] & $3F) * {step}; word[{b}] = (word[{w}] >> 6 & $1F) * {step}; byte[{k}] = word[{w}] >> 11.",
        f"An enemy in my room list takes two bytes: five bits for what it is at the top, five for its row, six for its column. The one just read is in {w}. Spawning wants pixels, so multiply column and row by {step}; 16 bits each, to {a} and {b}. What it is: {k}, one byte.",
        f"Split placement {w}: type (top 5) -> {k}; y tile (next 5) and x tile (low 6) as pixels, {step} each -> words {b}, {a}.",
    )


def voice_word_read(draw: Drawer) -> Made:
    word, volume, pan, echo = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    w, v, p, e = addresses(word, volume, pan, echo)
    program = (
        put(volume, Shifted(part(word, 0, 6), "left", 1)),
        put(pan, minus(part(word, 6, 5), 16)),
        put(echo, either(Bits(Read(word), 0x8000, "any"), 0xFF, 0)),
    )
    return program, (
        f"Write a routine that unpacks a voice setting, the word {w}: {v} gets twice the number in bits 0-5 (volume), {p} the number in bits 6-10 minus 16 (pan, a signed byte), {e} $FF if bit 15 is set and 0 if not (echo). Bits 11-14 don't matter.",
        f"Voice word {w} = e....ppppp vvvvvv. volume {v} = v * 2; pan {p} = p - 16 (signed); echo {e} = $FF/0 from bit 15?",
        f"byte[{v}] = (w & 63) << 1; byte[{p}] = (w >> 6 & 31) - 16; byte[{e}] = w & $8000 ? $FF : 0; w = word[{w}].",
        f"In my song files a voice is described in 16 bits: loudness in six at the bottom, balance in the next five (16 is the middle), echo in the top one. The driver has bytes instead: loudness 0 to 126 in even steps ({v}), balance -16 to 15 ({p}), echo as $FF or $00 ({e}). Fill those in from {w}.",
    )


def envelope_rates_of_bytes(draw: Drawer) -> Made:
    first, second, level = draw.variable(8), draw.variable(8), draw.variable(16)
    attack, decay = draw.variable(8), draw.variable(8)
    one, two, n, a, d = addresses(first, second, level, attack, decay)
    program = (
        put(attack, plus(Shifted(masked(first, 15), "left", 1), 1)),
        put(decay, plus(Shifted(part(first, 4, 3), "left", 1), 16)),
        put(level, Shifted(plus(Widened(part(second, 5, 3)), 1), "left", 8)),
    )
    return program, (
        f"Write a routine that works out envelope rates as the SPC700's DSP does. From the ADSR1 byte {one} (edddaaaa): {a} = a * 2 + 1 and {d} = d * 2 + 16. From the ADSR2 byte {two} (sssrrrrr): the word {n} = (s + 1) * $100.",
        f"ADSR bytes {one} / {two} -> attack rate {a} = 2a + 1, decay rate {d} = 2d + 16, sustain boundary word {n} = (s + 1) << 8.",
        f"byte[{a}] = (byte[{one}] & 15) * 2 + 1; byte[{d}] = (byte[{one}] >> 4 & 7) * 2 + 16; word[{n}] = ((byte[{two}] >> 5) + 1) * 256.",
        f"My instrument preview needs what the sound chip makes of its two envelope bytes, {one} (attack in the low nibble, decay in the three bits over it) and {two} (sustain level in the top three bits). Attack runs at rate 2a + 1 and decay at 2d + 16 ({a} and {d}, bytes), and decay stops at level (s + 1) times 256, which is a word, {n}.",
    )


def save_flags_read(draw: Drawer) -> Made:
    word, hearts, sword, bow, percent = draw.variable(16), *(draw.variable(8) for _ in range(4))
    w, h, s, b, c = addresses(word, hearts, sword, bow, percent)
    program = (
        put(hearts, plus(part(word, 0, 5), 3)),
        put(sword, part(word, 5, 3)),
        put(bow, part(word, 8, 1)),
        put(percent, part(word, 9, 7)),
        when(check(percent, ">", 100), put(percent, 100)),
    )
    return program, (
        f"Write a routine that reads the summary word {w} of a save file: bits 0-4 are the hearts beyond the first three, so {h} becomes that plus 3; bits 5-7 the sword, to {s}; bit 8 whether there is a bow (0 or 1), to {b}; bits 9-15 the percentage, at most 100, to {c}.",
        f"Save summary {w}: pppppppb ssshhhhh. hearts {h} = h + 3, sword {s}, bow {b} (0/1), percent {c} = min(p, 100).",
        f"w = word[{w}]; byte[{h}] = (w & 31) + 3; byte[{s}] = w >> 5 & 7; byte[{b}] = w >> 8 & 1; byte[{c}] = min(w >> 9, 100).",
        f"The file menu shows hearts, sword, bow and percent of each file, all from one word ({w}): hearts lowest (five bits, not counting the three one starts with), then three bits of sword, one for the bow, and seven of percent on top, which a broken file might put above 100, so stop there. Bytes: {h}, {s}, {b}, {c}.",
    )


def warp_word_read(draw: Drawer) -> Made:
    word, map_, column, row, facing = draw.variable(16), *(draw.variable(8) for _ in range(4))
    w, m, c, r, f = addresses(word, map_, column, row, facing)
    table = replace(
        draw.table(4), values=tuple(draw.one((8, 4, 2, 1), (0, 2, 4, 6), (1, 3, 5, 7), (0x10, 0x30, 0x20, 0x40)))
    )
    program = (
        put(column, part(word, 0, 4)),
        put(row, part(word, 4, 4)),
        put(map_, part(word, 8, 6)),
        put(facing, at(table, part(word, 14, 2))),
    )
    return program, (
        f"Write a routine that takes the warp word {w} apart: column (bits 0-3) to {c}, row (bits 4-7) to {r}, map (bits 8-13) to {m}; bits 14-15 choose the facing from {listed(table)}, which goes to {f}.",
        f"Warp {w} = ddmmmmmm rrrrcccc -> column {c}, row {r}, map {m}, facing {f} = ({listed(table)})[d].",
        f"w = word[{w}]; byte[{c}] = w & 15; byte[{r}] = w >> 4 & 15; byte[{m}] = w >> 8 & 63; byte[{f}] = ({listed(table)})[w >> 14].",
        f"Where a warp leads is one word, {w}: its low byte is row and column, a hex digit each (row first); the high byte has the map in six bits and above it one of four directions, which the engine calls {listed(table)} in order. Give me column, row, map and the engine's direction in {c}, {r}, {m} and {f}.",
    )


def day_count_of_stamp(draw: Drawer) -> Made:
    word, minutes, weekend = draw.variable(16), draw.variable(16), draw.variable(8)
    w, n, s = addresses(word, minutes, weekend)
    own = Algorithms(draw).own
    hour = own("hour")
    program = (
        put(hour, part(word, 6, 5)),
        put(minutes, plus(Product(Read(hour), Number(60)), Field(Read(word), 0, 6))),
        put(weekend, either(check(part(word, 11, 3), ">=", 5), 1, 0)),
    )
    return program, (
        f"Write a routine that decodes a clock word {w} (minute in bits 0-5, hour in bits 6-10, weekday 0-7 in bits 11-13): the word {n} becomes hour * 60 + minute, and {s} 1 if the weekday is 5 or more, else 0.",
        f"{w} = ..dddhhh hhmmmmmm -> minutes of the day word {n}, weekend flag byte {s} (d >= 5)?",
        f"word[{n}] = (w >> 6 & 31) * 60 + (w & 63); byte[{s}] = (w >> 11 & 7) >= 5; w = word[{w}].",
        f"My townsfolk act by minutes since midnight and by whether it is a weekend. Both follow from the packed time in {w}: six bits of minutes, five of hours, three of weekday, from the bottom, Monday being 0. Minutes go to {n} (16 bits, just compute, no check for odd times), 1 or 0 to {s}.",
    )


def nibble_steps_signed(draw: Drawer) -> Made:
    packed, dx, dy = draw.variable(8), draw.variable(8), draw.variable(8)
    p, x, y = addresses(packed, dx, dy)
    scale = draw.one(1, 2, 4)
    shift = scale.bit_length() - 1

    def step(low: int) -> Shifted | Binary:
        number = minus(toggled(Field(Read(packed), low, 4), 8), 8)
        return Shifted(number, "left", shift) if shift else number

    program = (Set(dx, step(4)), Set(dy, step(0)))
    times = f", times {scale}" if shift else ""
    formula = f" * {scale}" if shift else ""
    return program, (
        f"Write a routine that unpacks a path step, the byte {p}: the high nibble is the signed x step (-8 to 7), the low nibble the signed y step{times}. Store them as signed bytes at {x} and {y}.",
        f"Two signed nibbles in {p} -> signed bytes{f' in units of {scale} px' if shift else ''}: high to {x}, low to {y}.",
        f"s(n) = (n ^ 8) - 8; byte[{x}] = s(byte[{p}] >> 4){formula}; byte[{y}] = s(byte[{p}] & 15){formula}; two's complement bytes.",
        f"The bat's course is a list of bytes, one for each step: left hex digit for sideways, right one for up and down, with 8 to F being -8 to -1. {f'One unit is {scale} pixels. ' if shift else ''}The present one is in {p}; I need full signed bytes, {x} and {y}.",
    )


def tag_to_price(draw: Drawer) -> Made:
    tag, price = draw.variable(8), draw.variable(16)
    t, p = addresses(tag, price)
    scale = draw.one(10, 20, 50)
    program = (
        If(
            Bits(Read(tag), 0x80, "any"),
            (put(price, Product(masked(tag, 0x7F), Number(scale))),),
            (put(price, Widened(Read(tag))),),
        ),
    )
    return program, (
        f"Write a routine that decodes the price tag {t}: with bit 7 set the price is the lower 7 bits times {scale}, otherwise the byte itself. The price is a word at {p}.",
        f"Byte {t}: $00-$7F = price, $80-$FF = (t & $7F) * {scale}. Word {p}?",
        f"word[{p}] = byte[{t}] & $80 ? (byte[{t}] & $7F) * {scale} : byte[{t}].",
        f"The shop list has a byte per article: up to 127 it is the price in rupees; if the top bit is on, the other bits count notes of {scale} rupees. What does the article with tag {t} cost? 16 bits, into {p}.",
    )


def token_by_class(draw: Drawer) -> Made:
    token, kind, argument = draw.variable(8), draw.variable(8), draw.variable(8)
    t, k, a = addresses(token, kind, argument)
    program = (
        ladder(
            (Bits(Read(token), 0x80, "none"), (put(kind, 0), put(argument, token))),
            (Bits(Read(token), 0x40, "none"), (put(kind, 1), put(argument, masked(token, 0x3F)))),
            (Bits(Read(token), 0x20, "none"), (put(kind, 2), put(argument, masked(token, 0x1F)))),
            otherwise=(put(kind, 3), put(argument, masked(token, 0x1F))),
        ),
    )
    return program, (
        f"Write a routine that classifies a token by its leading bits. {t} = 0xxxxxxx: kind 0; 10xxxxxx: kind 1; 110xxxxx: kind 2; 111xxxxx: kind 3. The kind goes to {k}, the x bits to {a}.",
        f"Prefix code in byte {t}: 0 + 7 bits, 10 + 6, 110 + 5, 111 + 5 -> class 0-3 in {k}, payload in {a}.",
        f"t = byte[{t}]; (kind, arg) = t < $80 ? (0, t) : t < $C0 ? (1, t & $3F) : t < $E0 ? (2, t & $1F) : (3, t & $1F); kind -> {k}, arg -> {a}.",
        f"Script bytes say by how many ones they begin with what they are: none is a letter (kind 0), one a pause (1), two a colour (2), three or more a sound (3). The bits behind the first zero, or behind three ones, are the argument. Sort out {t}: kind to {k}, argument to {a}.",
    )


def lock_word_read(draw: Drawer) -> Made:
    word, kind, need, colour = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    w, k, n, c = addresses(word, kind, need, colour)
    layout = cut(draw, 16, 3, 3, 3)
    (kl, kb), (nl, nb), (cl, cb) = layout
    order = [(kind, kl, kb), (need, nl, nb), (colour, cl, cb)]
    if max(bits for _, _, bits in order) > 8:
        order = [(kind, 0, 5), (need, 5, 8), (colour, 13, 3)]
    (_, kl, kb), (_, nl, nb), (_, cl, cb) = order
    program = tuple(put(place, part(word, low, bits)) for place, low, bits in order)
    return program, (
        f"Write a routine that unpacks the lock word {w}: {bits_told(kl, kb)} to {k} (kind), {bits_told(nl, nb)} to {n} (how many are needed), {bits_told(cl, cb)} to {c} (colour); each result is a byte.",
        f"Fields of word {w}: kind {kb} bits (lowest), need {nb} bits, colour {cb} bits (highest) -> bytes {k}, {n}, {c}.",
        f"w = word[{w}]; byte[{k}] = w & ${(1 << kb) - 1:X}; byte[{n}] = w >> {nl} & ${(1 << nb) - 1:X}; byte[{c}] = w >> {cl}.",
        f"Locks of my dungeon are words of three numbers without a gap between: from bit 0 up, {kb} bits tell what opens it, {nb} how many of them, {cb} its colour. The lock in front of the hero is {w}; I'd like the three in {k}, {n} and {c}, 8 bits each.",
    )


def channels_times_eight(draw: Drawer) -> Made:
    color, red, green, blue, grey = draw.variable(16), *(draw.variable(8) for _ in range(4))
    c, r, g, b, y = addresses(color, red, green, blue, grey)
    program = (
        put(red, Shifted(part(color, 0, 5), "left", 3)),
        put(green, Shifted(part(color, 5, 5), "left", 3)),
        put(blue, Shifted(part(color, 10, 5), "left", 3)),
        put(grey, either(check(red, ">", blue), 1, 0)),
    )
    return program, (
        f"Write a routine that splits the SNES colour {c} into red {r}, green {g} and blue {b}, each 0 to 248 in steps of 8, and sets {y} to 1 if red is greater than blue (a warm colour), else 0.",
        f"BGR555 word {c} -> bytes R {r}, G {g}, B {b}, each channel * 8; {y} = 1 when R > B, otherwise 0.",
        f"byte[{r}] = (c & 31) << 3; byte[{g}] = (c >> 5 & 31) << 3; byte[{b}] = (c >> 10 & 31) << 3; byte[{y}] = r > b; c = word[{c}].",
        f"My colour picker has sliders from 0 to 255. A palette entry sits in {c} (0bbbbbgg gggrrrrr); bring its channels to that scale by three shifts to the left, {r} for red, {g} for green, {b} for blue. A lamp marks warm colours: 1 in {y} if there is more red than blue, 0 else.",
    )


def gate_word_active(draw: Drawer) -> Made:
    word, hour, number, open_ = draw.variable(16), draw.variable(8, below=24), draw.variable(8), draw.variable(8)
    w, h, n, o = addresses(word, hour, number, open_)
    own = Algorithms(draw).own
    start, end = own("start"), own("end")
    program = (
        put(number, part(word, 10, 6)),
        put(start, part(word, 0, 5)),
        put(end, part(word, 5, 5)),
        put(open_, 0),
        when(check(hour, ">=", start), when(check(hour, "<", end), put(open_, 1))),
    )
    return program, (
        f"Write a routine that reads the gate word {w}: its number (bits 10-15) goes to {n}; {o} becomes 1 if the hour {h} (below 24) is at least the opening hour (bits 0-4) and less than the closing hour (bits 5-9), else 0.",
        f"Gate {w} = nnnnnn eeeee sssss: id -> {n}; open flag {o} = s <= hour {h} < e. Hour is 0-23.",
        f"w = word[{w}]; byte[{n}] = w >> 10; byte[{o}] = (w & 31) <= byte[{h}] && byte[{h}] < (w >> 5 & 31).",
        f"Gate word {w}: five bits when it opens, five when it closes, six for which gate it is, counted from the bottom. It is {h} o'clock (0 to 23). Store which gate it is in {n} and in {o} whether it stands open (1) or not (0); at the closing hour itself it is shut, and none is open over midnight.",
    )


def stat_word_compared(draw: Drawer) -> Made:
    one, other, better = draw.variable(16), draw.variable(16), draw.variable(8)
    a, b, r = addresses(one, other, better)
    program = (
        put(better, 0),
        when(check(part(one, 0, 5), ">", part(other, 0, 5)), raised(better, 0)),
        when(check(part(one, 5, 5), ">", part(other, 5, 5)), raised(better, 1)),
        when(check(part(one, 10, 5), ">", part(other, 10, 5)), raised(better, 2)),
    )
    return program, (
        f"Write a routine that compares two pieces of armour packed as words (attack in bits 0-4, defence in bits 5-9, magic in bits 10-14): bit 0 of {r} is set if the attack in {a} is greater than that in {b}, bit 1 for defence, bit 2 for magic; the other bits of {r} are 0.",
        f"Per-field compare of two packed stat words {a} and {b} (5+5+5 bits, low to high): {r} bit i = field i of the first > field i of the second.",
        f"byte[{r}] = sum over i < 3 of (f(word[{a}], i) > f(word[{b}], i)) << i, f(w, i) = w >> 5 * i & 31.",
        f"The shop draws an arrow next to each value in which the offered piece {a} beats the worn one {b}. Three values, five bits each, from bit 0 up, in one word a piece (bit 15 is something else). Set bits 0 to 2 of {r} accordingly and clear the others; equal isn't better.",
    )


def counter_word_text(draw: Drawer) -> Made:
    word, tens, ones, full = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    w, t, o, f = addresses(word, tens, ones, full)
    digit = draw.one(0x30, 0x40, 0x90, 0xA0)
    number = Widened(part(word, 0, 7))
    program = (
        put(tens, plus(Half(Quotient(number, Number(10)), False), digit)),
        put(ones, plus(Half(Quotient(number, Number(10), remainder=True), False), digit)),
        put(full, part(word, 15, 1)),
    )
    return program, (
        f"Write a routine that prepares a counter for the screen: the word {w} has a number in bits 0-6 and a full flag in bit 15. {t} becomes ${digit:02X} plus the number / 10, {o} ${digit:02X} plus its last digit, {f} 1 if the flag is set, else 0. (Numbers above 99 simply give a tens value of 10 to 12.)",
        f"{w}: f........nnnnnnn -> tens tile {t}, ones tile {o} (0 is tile ${digit:02X}, n / 10 and n % 10), flag {f} = 0/1.",
        f"n = word[{w}] & 127; byte[{t}] = ${digit:02X} + n / 10; byte[{o}] = ${digit:02X} + n % 10; byte[{f}] = word[{w}] >> 15.",
        f"The ammunition word {w} keeps the amount in its lowest seven bits and in its highest that the bag is full. For the status bar I need the two digits as tiles (the zero is tile ${digit:02X}; nobody minds if over 99 the first is a wrong picture, just divide by ten) at {t} and {o}, and the flag alone, 0 or 1, at {f}.",
    )


RECIPES = (
    placement_to_pixels,
    voice_word_read,
    envelope_rates_of_bytes,
    save_flags_read,
    warp_word_read,
    day_count_of_stamp,
    nibble_steps_signed,
    tag_to_price,
    token_by_class,
    lock_word_read,
    channels_times_eight,
    gate_word_active,
    stat_word_compared,
    counter_word_text,
)
