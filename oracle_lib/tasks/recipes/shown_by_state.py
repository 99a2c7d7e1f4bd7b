"""Tilemap words, sprite attributes, colours and screen registers made or changed by the state of the game, all their parts right at once."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Either,
    Field,
    If,
    Number,
    Read,
    Saturating,
    Shifted,
    Stop,
    Variable,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    changed,
    ladder,
    lifted,
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
    plus,
    put,
    when,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def door_tile_by_lock(draw: Drawer) -> Made:
    lock, side, word = draw.variable(8, below=3), draw.variable(8, below=2), draw.variable(16)
    k, s, w = addresses(lock, side, word)
    tile = draw.rng.randrange(0x10, 0xFC) * 4
    palettes = draw.rng.sample(range(8), 3)
    a, b, c = palettes
    own = Algorithms(draw).own("palette")
    program = (
        ladder(
            (check(lock, "==", 0), (put(own, a),)),
            (check(lock, "==", 1), (put(own, b),)),
            otherwise=(put(own, c),),
        ),
        put(word, joined(plus(Widened(Read(lock)), tile), lifted(own, 10))),
        marks(word, check(side, "!=", 0), 14),
    )
    return program, (
        f"Write a routine that makes a door's tilemap word at {w}: the tile is ${tile:03X} plus the lock state {k} (0-2), the palette {a}, {b} or {c} for lock state 0, 1 or 2, and the horizontal flip is on if the side {s} (0 or 1) is 1. Priority and vertical flip are off.",
        f"BG entry {w}: tile ${tile:03X} + {k}, palette ({a}, {b}, {c})[{k}], h-flip = {s}. {k} < 3, {s} < 2, rest 0.",
        f"word[{w}] = ${tile:03X} + k | ({a}, {b}, {c})[k] << 10 | s << 14; k = byte[{k}] in 0..2, s = byte[{s}] in 0..1.",
        f"Open, closed and locked doors (0, 1, 2 in {k}) have three pictures in a row from tile ${tile:03X} on and the palettes {a}, {b} and {c}. A right-hand door (1 in {s}, else 0) is the mirrored left-hand one. What word goes into the map? Put it to {w}; nothing about it is upside down or in front.",
    )


def shade_of_entry(draw: Drawer) -> Made:
    color, shade = draw.variable(16), draw.variable(8, below=3)
    c, s = addresses(color, shade)
    program = (
        ladder(
            (check(shade, "==", 0), (Stop(),)),
            (
                check(shade, "==", 1),
                (put(color, masked(Shifted(Read(color), "right", 1), 0x3DEF)),),
            ),
            otherwise=(
                put(color, masked(Shifted(Read(color), "right", 2), 0x1CE7)),
                put(color, joined(color, 0x1000)),
            ),
        ),
    )
    return program, (
        f"Write a routine that darkens the colour {c} (BGR555, bit 15 clear afterwards) by the shade {s} (0-2): 0 leaves the word as it is; 1 halves each channel, rounding down; 2 takes a quarter of each, rounding down, and then sets bit 12 (more blue).",
        f"shade {s}: 0 nothing; 1: channels of {c} / 2; 2: channels / 4, then |= $1000. Colour word, shade below 3.",
        f"s = byte[{s}] < 3; c = word[{c}]; s == 1: c = c >> 1 & $3DEF; s == 2: c = (c >> 2 & $1CE7) | $1000; word[{c}] = c.",
        f"Three kinds of light: day (0 in {s}) shows the colour {c} as it is, dusk (1) every channel half as bright, night (2) a quarter as bright with the strongest-but-one bit of blue on top. Fractions are dropped, and channels mustn't leak into each other. The colour is two bytes as in CGRAM.",
    )


def heart_tile_of_slot(draw: Drawer) -> Made:
    health, slot, word = draw.variable(8), draw.variable(8, below=draw.one(8, 10)), draw.variable(16)
    h, s, w = addresses(health, slot, word)
    tile = draw.rng.randrange(0x10, 0xF0) * 4
    palette = draw.rng.randrange(8)
    base = palette << 10 | 0x2000
    need = Algorithms(draw).own("need")
    program = (
        put(need, Shifted(Read(slot), "left", 3)),
        ladder(
            (check(health, ">=", plus(need, 8)), (put(word, base | tile + 2),)),
            (check(health, ">=", plus(need, 4)), (put(word, base | tile + 1),)),
            otherwise=(put(word, base | tile),),
        ),
    )
    return program, (
        f"Write a routine that picks the tilemap word {w} for heart number {s} (from 0, below {slot.below}) when the health is {h} (8 points a heart): full (tile ${tile + 2:03X}) if the health is at least 8 * (number + 1), half (${tile + 1:03X}) if at least 8 * number + 4, otherwise empty (${tile:03X}). Palette {palette}, priority set, no flips.",
        f"heart {s} (< {slot.below}) with {h} health at 8 per heart -> word {w}: full ${tile + 2:03X} / half ${tile + 1:03X} (from 4 points) / empty ${tile:03X}; pal {palette}, prio 1.",
        f"r = byte[{h}] - 8 * byte[{s}]; tile = r >= 8 ? ${tile + 2:03X} : r >= 4 ? ${tile + 1:03X} : ${tile:03X}; word[{w}] = ${base:04X} | tile; slot below {slot.below}, r may be negative.",
        f"In the status bar the hearts are numbered from 0 ({s}, up to {(slot.below or 1) - 1}); each stands for eight points of {h}. With its eight points there it's shown by tile ${tile + 2:03X}, with four to seven of them by ${tile + 1:03X}, with less by ${tile:03X}. Always in palette {palette} and above the sprites. Build the map entry at {w}.",
    )


def nametable_word_from_byte(draw: Drawer) -> Made:
    code, lit, word = draw.variable(8), draw.variable(8, below=2), draw.variable(16)
    c, n, w = addresses(code, lit, word)
    bright, dark = draw.rng.sample(range(8), 2)
    page = draw.one(0x100, 0x200, 0x300)
    own = Algorithms(draw).own("shade")
    program = (
        put(own, either(check(lit, "==", 1), bright, dark)),
        put(word, joined(joined(Widened(masked(code, 0x3F)), page), lifted(own, 10))),
        marks(word, Bits(Read(code), 0x80, "any"), 15),
        marks(word, Bits(Read(code), 0x40, "any"), 14),
    )
    return program, (
        f"Write a routine that expands the map byte {c} into a tilemap word at {w}: bits 0-5 plus ${page:03X} are the tile, bit 6 is the horizontal and bit 7 the vertical flip. The palette is {bright} if the room is lit ({n} = 1), {dark} if not ({n} = 0). Priority 0.",
        f"{c} = vhtttttt -> word {w}: tile ${page:03X} + t, flips v/h, palette {n} ? {bright} : {dark} ({n} is 0 or 1), no priority.",
        f"b = byte[{c}]; word[{w}] = (b & $3F) + ${page:03X} | (byte[{n}] ? {bright} : {dark}) << 10 | (b & $C0) << 8; byte[{n}] is 0 or 1.",
        f"My caves are stored with a byte per tile: one of 64 pictures (those from ${page:03X} on) and two bits, mirrored sideways below, upside down above, at the top of the byte. The lamp ({n}: 1 on, 0 off) makes the difference between palette {bright} and {dark}. Turn {c} into the 16 bits the map wants, at {w}, behind the sprites.",
    )


def oam_extra_bits_of_slot(draw: Drawer) -> Made:
    x, big, extra = draw.variable(16), draw.variable(8, below=2), draw.variable(8)
    a, b, e = addresses(x, big, extra)
    slot = draw.rng.randrange(4)
    own = Algorithms(draw).own("pair")
    program = (
        put(own, joined(part(x, 8, 1), Shifted(Read(big), "left", 1))),
        changed(extra, 2 * slot, 2, own),
    )
    return program, (
        f"Write a routine that sets the two bits of a sprite in the second OAM table's byte {e}: it is sprite {slot} of the four in that byte. Its lower bit (bit {2 * slot}) becomes bit 8 of the x word {a}, its upper one (bit {2 * slot + 1}) the size {b} (0 or 1). The other three sprites' bits stay.",
        f"OAM high table byte {e}, entry {slot}: x bit 8 from word {a}, size bit from {b} (0/1); keep the others.",
        f"v = (word[{a}] >> 8 & 1) | byte[{b}] << 1; byte[{e}] = (byte[{e}] & ${0xFF ^ 3 << 2 * slot:02X}) | v << {2 * slot}; byte[{b}] in 0..1.",
        f"Sprite {slot} of a group of four is at column {a} (a word, of which the ninth bit belongs here) and is large if {b} is 1, small if 0. Bring both facts into the byte that the group shares in the upper OAM, {e}, without disturbing the neighbours.",
    )


def water_layer_registers(draw: Drawer) -> Made:
    depth, main, sub, math = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    d, m, s, c = addresses(depth, main, sub, math)
    limit = draw.rng.randrange(0x30, 0xC0)
    layer = draw.one(0, 1, 2)
    bit = 1 << layer
    program = (
        If(
            check(depth, ">=", limit),
            (
                put(main, masked(main, 0xFF ^ bit)),
                put(sub, joined(sub, bit)),
                put(math, 0x20 | (0x13 ^ bit & 0x13)),
            ),
            (
                put(main, joined(main, bit)),
                put(sub, masked(sub, 0xFF ^ bit)),
                put(math, 0),
            ),
        ),
    )
    value_ = 0x20 | (0x13 ^ bit & 0x13)
    return program, (
        f"Write a routine that shows or hides water. If the depth {d} is ${limit:02X} or more, bit {layer} of the main screen mask {m} is cleared and of the sub screen mask {s} set, and the colour math byte {c} becomes ${value_:02X}. Otherwise that bit is set in {m} and cleared in {s}, and {c} becomes 0. The masks' other bits stay.",
        f"depth {d} >= ${limit:02X}: BG{layer + 1} from TM copy {m} to TS copy {s}, CGADSUB copy {c} = ${value_:02X}; else BG{layer + 1} back to {m}, out of {s}, {c} = 0.",
        f"deep = byte[{d}] >= ${limit:02X}; byte[{m}] bit {layer} = !deep; byte[{s}] bit {layer} = deep; byte[{c}] = deep ? ${value_:02X} : 0; other bits kept.",
        f"BG{layer + 1} is my water. From a depth of ${limit:02X} ({d}) it goes to the sub screen and is blended: its bit leaves the shadow of the main screen register ({m}), enters that of the sub screen register ({s}), and colour math is ${value_:02X} ({c}). In shallow water it is all the other way round, without math (0). Leave the other layers' bits.",
    )


def three_phase_flash(draw: Drawer) -> Made:
    attr, timer = draw.variable(8), draw.variable(8)
    a, t = addresses(attr, timer)
    bit, end = draw.rng.randrange(1, 4), draw.one(32, 48, 64, 96)
    hurt, pale, normal = draw.rng.sample(range(8), 3)
    own = Algorithms(draw).own("palette")
    program = (
        ladder(
            (check(timer, "<", end), (put(own, normal),)),
            (Bits(Read(timer), 1 << bit, "any"), (put(own, hurt),)),
            otherwise=(put(own, pale),),
        ),
        changed(attr, 1, 3, own),
    )
    return program, (
        f"Write a routine that makes a hurt sprite flash: its palette is {normal} if the timer {t} is below {end}; otherwise {hurt} if bit {bit} of the timer is set and {pale} if not. The palette is bits 1-3 of the OAM attribute byte {a}, whose other bits are kept.",
        f"ppp of {a} (vhoopppN): timer {t} < {end}: {normal}; else timer bit {bit} ? {hurt} : {pale}. Nothing else in the byte changes.",
        f"p = t < {end} ? {normal} : t & ${1 << bit:02X} ? {hurt} : {pale}; byte[{a}] = (byte[{a}] & $F1) | p << 1; t = byte[{t}].",
        f"After a hit {t} is loaded and runs down elsewhere. Until it is under {end} the sprite flickers between palette {hurt} and palette {pale} by the timer's bit {bit} (on is {hurt}); with less than {end} left it has its own palette {normal} again. Only the three palette bits of {a} may change; it's a normal OAM attribute.",
    )


def corner_of_box_tile(draw: Drawer) -> Made:
    column, row, word = draw.variable(8), draw.variable(8), draw.variable(16)
    c, r, w = addresses(column, row, word)
    width, height = draw.one(8, 12, 16), draw.one(4, 6, 8)
    column, row = replace(column, below=width), replace(row, below=height)
    tile = draw.rng.randrange(0x10, 0xF0) * 4
    left, right = check(column, "==", 0), check(column, "==", width - 1)
    upper, lower = check(row, "==", 0), check(row, "==", height - 1)
    program = (
        ladder(
            (Both(Either(left, right), Either(upper, lower)), (put(word, tile),)),
            (Either(upper, lower), (put(word, tile + 1),)),
            (Either(left, right), (put(word, tile + 2),)),
            otherwise=(put(word, tile + 3),),
        ),
        marks(word, right, 14),
        marks(word, lower, 15),
    )
    return program, (
        f"Write a routine that gives the tilemap word {w} for a cell of a text box of {width} by {height} tiles, column {c} (0 to {width - 1}), row {r} (0 to {height - 1}): tile ${tile:03X} in the corners, ${tile + 1:03X} elsewhere in the first and last row, ${tile + 2:03X} elsewhere in the first and last column, ${tile + 3:03X} inside. In the last column the horizontal flip is set, in the last row the vertical flip; nothing else is.",
        f"box {width}x{height}, cell ({c}, {r}) in range -> word {w}: corner ${tile:03X}, horizontal edge ${tile + 1:03X}, vertical edge ${tile + 2:03X}, inner ${tile + 3:03X}; h-flip in the last column, v-flip in the last row.",
        f"x = byte[{c}] < {width}, y = byte[{r}] < {height}; ex = x in (0, {width - 1}), ey = y in (0, {height - 1}); t = ex && ey ? ${tile:03X} : ey ? ${tile + 1:03X} : ex ? ${tile + 2:03X} : ${tile + 3:03X}; word[{w}] = t | (x == {width - 1}) << 14 | (y == {height - 1}) << 15.",
        f"The frame of my dialogue box ({width} tiles wide, {height} high) needs just four pictures, for the right side and the bottom are flipped: ${tile:03X} is the upper left corner, ${tile + 1:03X} the top edge, ${tile + 2:03X} the left edge, ${tile + 3:03X} the filling. For the cell in column {c} and row {r}, counted from 0 and inside the box, write the map word to {w}: palette 0, no priority.",
    )


def channel_up_others_down(draw: Drawer) -> Made:
    color, channel = draw.variable(16), draw.variable(8, below=3)
    c, n = addresses(color, channel)
    own = Algorithms(draw).own
    red, green, blue = own("red"), own("green"), own("blue")
    step = draw.rng.randrange(1, 6)

    def moved(held: Variable, number: int) -> If:
        return If(
            check(channel, "==", number),
            (put(held, Saturating("add", Read(held), Number(step), 31)),),
            (put(held, Saturating("subtract", Read(held), Number(step), 0)),),
        )

    program = (
        put(red, part(color, 0, 5)),
        put(green, part(color, 5, 5)),
        put(blue, part(color, 10, 5)),
        moved(red, 0),
        moved(green, 1),
        moved(blue, 2),
        put(color, together(16, (red, 0), (green, 5), (blue, 10))),
    )
    return program, (
        f"Write a routine that tints the colour word {c} (0bbbbbgg gggrrrrr): the channel {n} (0 red, 1 green, 2 blue) gains {step}, at most up to 31, and the other two lose {step}, at least down to 0. Bit 15 becomes 0.",
        f"BGR555 {c}: channel {n} (0 R, 1 G, 2 B) + {step} capped at 31, the other two - {step} floored at 0.",
        f"for i in 0..2: f = word[{c}] >> 5 * i & 31; f = i == byte[{n}] ? min(f + {step}, 31) : max(f - {step}, 0); put together again, bit 15 = 0; byte[{n}] < 3.",
        f"A spell colours the room after its element: {n} is 0 for fire (red), 1 for wood (green), 2 for water (blue). Of the colour in {c} that channel rises by {step} and both others sink by {step}, each staying between 0 and 31. It's an ordinary CGRAM word; let the unused bit be 0.",
    )


def brightness_and_blank(draw: Drawer) -> Made:
    fade, loading, shadow = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    f, n, s = addresses(fade, loading, shadow)
    shift = draw.one(2, 3, 4)
    top = 15 << shift
    program = (
        ladder(
            (check(loading, "==", 1), (put(shadow, 0x80),)),
            (check(fade, ">=", top), (put(shadow, 0x0F),)),
            otherwise=(put(shadow, Shifted(Read(fade), "right", shift)),),
        ),
    )
    return program, (
        f"Write a routine that computes the INIDISP value {s}: $80 (forced blank) if {n} (0 or 1) is 1; else $0F if the fade counter {f} is {top} or more; else the counter / {1 << shift}, rounded down.",
        f"$2100 shadow {s}: loading {n} = 1 -> forced blank, brightness 0. Else min({f} >> {shift}, 15). {n} is 0/1.",
        f"byte[{s}] = byte[{n}] ? $80 : min(byte[{f}] >> {shift}, 15); byte[{n}] in 0..1.",
        f"How bright is the screen? While a level loads ({n} is 1, else 0) it's off, with nothing but the blanking bit in {s}. Otherwise one step of brightness per {1 << shift} counts of {f}, and full brightness (15) from {top} on.",
    )


def animated_tile_word(draw: Drawer) -> Made:
    frame, word = draw.variable(8), draw.variable(16)
    f, w = addresses(frame, word)
    shift = draw.one(2, 3, 4)
    tile = draw.rng.randrange(0x10, 0x78) * 8
    step = Algorithms(draw).own("step", 16)
    wide = draw.one(1, 2)
    program = (
        put(step, Widened(Field(Read(frame), shift, 2))),
        when(check(step, "==", 3), put(step, 1)),
        changed(word, 0, 10, plus(lifted(step, wide - 1) if wide == 2 else step, tile)),
    )
    apart = f"{wide} tiles apart" if wide > 1 else "next to each other"
    return program, (
        f"Write a routine that animates the tilemap word {w} in the order 0, 1, 2, 1: the step is (byte {f} >> {shift}) & 3, where 3 means picture 1. The word's tile number (10 bits) becomes ${tile:03X} plus {f'{wide} times ' if wide > 1 else ''}the picture; flips, priority and palette are kept.",
        f"ping-pong animation of BG word {w}: s = {f} >> {shift} & 3, s == 3 -> 1; tile = ${tile:03X} + {f'{wide} * ' if wide > 1 else ''}s; upper six bits unchanged.",
        f"s = (0, 1, 2, 1)[byte[{f}] >> {shift} & 3]; word[{w}] = (word[{w}] & $FC00) | (${tile:03X} + {f'{wide} * ' if wide > 1 else ''}s).",
        f"The torch has three pictures, {apart}, the first being tile ${tile:03X}, and swings between them: first, second, third, second, and again. It changes every {1 << shift} counts of {f}. Put the right tile number into its map word {w}; the attributes there must stay.",
    )


RECIPES = (
    door_tile_by_lock,
    shade_of_entry,
    heart_tile_of_slot,
    nametable_word_from_byte,
    oam_extra_bits_of_slot,
    water_layer_registers,
    three_phase_flash,
    corner_of_box_tile,
    channel_up_others_down,
    brightness_and_blank,
    animated_tile_word,
)
