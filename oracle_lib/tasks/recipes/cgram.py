"""Colours as CGRAM has them, in a palette buffer in WRAM: channels, fades, tints, comparisons, places of palettes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Both,
    Copy,
    Count,
    Each,
    Field,
    Fill,
    Half,
    Here,
    If,
    Index,
    Number,
    Position,
    Product,
    Read,
    Shifted,
    Stop,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, joined, less, masked, more, plus, put, toggled, when, where

SUBJECT = "tile graphics"
_CHANNELS = ((0, "red"), (5, "green"), (10, "blue"))


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pulse_channel(draw: Drawer) -> Made:
    color, level, rising = draw.variable(16), draw.variable(8, below=32), draw.variable(8)
    low, name = draw.one(*_CHANNELS)
    program = (
        If(
            check(rising, "!=", 0),
            (more(level), when(check(level, ">=", 31), put(level, 31), put(rising, 0))),
            (If(check(level, "<=", 1), (put(level, 0), put(rising, 1)), (less(level),)),),
        ),
        put(color, joined(masked(color, 0x7FFF ^ (31 << low)), Shifted(Widened(Read(level)), "left", low))),
    )
    return program, (
        f"Write a routine that lets the {name} of a colour pulse. Level byte {level.address} (0 to 31), direction byte {rising.address}. If the direction is not 0, the level rises by 1, and when it is 31 or more it is set to 31 and the direction to 0. Otherwise the level falls by 1, and if it was 1 or 0 it becomes 0 and the direction 1. Then the level goes into bits {low} to {low + 4} of the colour word {color.address}; bit 15 is cleared, the rest stays.",
        f"How do I make one colour throb in {name}? Colour word {color.address} ({name} in bits {low}..{low + 4}), level {level.address} < 32, rising flag {rising.address} (0 = falling). Go one step; at 31 turn to falling (flag 0), at 0 turn to rising (flag 1) in the same call. Other channels stay, bit 15 = 0.",
        f"if up: if ++l >= 31: l = 31, up = 0; else: if l <= 1: l = 0, up = 1; else --l. Then word[{color.address}] = (word[{color.address}] & ${0x7FFF ^ (31 << low):04X}) | l << {low}. l = byte[{level.address}] < 32, up = byte[{rising.address}].",
        f"The crystal glows: its {name} (five bits from bit {low} of {color.address}) swings between 0 and 31, one step a call. {level.address} holds the present value (below 32), {rising.address} is non-zero on the way up. On arriving at 31 that flag turns 0, on arriving at 0 it turns 1. The two other channels keep their values and the unused top bit is written as 0.",
    )


def step_to_color(draw: Drawer) -> Made:
    current, target = draw.variable(16), draw.variable(16)
    working = Algorithms(draw)
    channel, goal = working.own("channel", 16), working.own("goal", 16)
    low, name = draw.one(*_CHANNELS)
    unit = 1 << low
    program = (
        put(channel, masked(current, 31 << low)),
        put(goal, masked(target, 31 << low)),
        when(check(channel, "<", goal), more(current, unit)),
        when(check(channel, ">", goal), less(current, unit)),
    )
    return program, (
        f"Write a routine that moves the {name} channel (bits {low} to {low + 4}) of the colour word {current.address} one step towards that of the word {target.address}; if they are equal nothing changes. The other bits of {current.address} stay.",
        f"How do I fade only {name} towards a target? Colour {current.address}, target {target.address} (BGR555 words). Compare (c & ${31 << low:04X}) with (t & ${31 << low:04X}): less -> c += ${unit:04X}; greater -> c -= ${unit:04X}.",
        f"m = ${31 << low:04X}; if (word[{current.address}] & m) < (word[{target.address}] & m): word[{current.address}] += ${unit:04X}; if greater: -= ${unit:04X}.",
        f"My backdrop at {current.address} drifts towards the colour at {target.address}, but in this step just its {name} by one of 32 levels. Two bytes each; what the rest of the target says is ignored.",
    )


def add_tint(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16))
    low, name = draw.one(*_CHANNELS)
    amount = draw.rng.randrange(1, 16)
    top = 31 << low
    channel = masked(Here(colors), top)
    bright = check(channel, ">", (31 - amount) << low)
    full = put(Here(colors), joined(Here(colors), top))
    program = (Each((colors,), (If(bright, (full,), (more(Here(colors), amount << low),)),)),)
    return program, (
        f"Write a routine that adds {amount} to the {name} channel of the {where(colors)} (15-bit colours, {name} in bits {low} to {low + 4}), stopping at 31. All other bits stay.",
        f"How do I tint {colors.length} colours at {colors.address} with {name}? Channel bits {low}..{low + 4}; new = min(old + {amount}, 31); neighbours untouched.",
        f"for c in {where(colors)}: {name[0]} = c >> {low} & 31; c = (c & ${0xFFFF ^ top:04X}) | min({name[0]} + {amount}, 31) << {low}.",
        f"Lava light: {'everything' if name == 'red' else 'all'} in this palette copy ({colors.address}, {colors.length} words) gets {amount} levels more {name}, but a channel can't exceed 31. {name.title()} sits in mask ${top:04X}.",
    )


def negate_palette(draw: Drawer) -> Made:
    colors, flag = draw.array(16, draw.one(4, 8, 16, 16)), draw.variable(8)
    program = (
        when(check(flag, "==", 0), Stop()),
        Each((colors,), (put(Here(colors), toggled(Here(colors), 0x7FFF)),)),
        put(flag, 0),
    )
    return program, (
        f"Write a routine that turns the {where(colors)} into their negative (exclusive-or with $7FFF) if the byte {flag.address} is not 0, and then sets that byte to 0. If it is 0 nothing happens.",
        f"How do I invert a palette once on request? Request byte {flag.address}; colours: {where(colors)}. If requested: c ^= $7FFF each, request = 0.",
        f"if byte[{flag.address}]: c ^= $7FFF for each of the {where(colors)}; byte[{flag.address}] = 0.",
        f"A lightning strike flips all colours in my buffer ({colors.length} words, {colors.address}): every one of the 15 colour bits becomes its opposite. The strike is announced by a non-zero byte at {flag.address}, which I want cleared after the flip.",
    )


def find_color(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(8, 16, 16, 32, 64))
    color, result = draw.variable(16), draw.variable(8)
    last = draw.maybe(0.3)
    same = check(masked(Here(colors), 0x7FFF), "==", masked(color, 0x7FFF))
    word = "last" if last else "first"
    return (put(result, Position(colors, same, 0xFF, last)),), (
        f"Write a routine that looks up a colour: the index of the {word} of the {where(colors)} that equals the word {color.address} in its low 15 bits goes to {result.address}, or $FF.",
        f"How do I find a colour's place in a palette of {colors.length}? Palette {colors.address}, wanted colour {color.address} (words). Bit 15 of both is ignored. {word.title()} index -> byte {result.address}; missing: $FF.",
        f"byte[{result.address}] = {word} i < {colors.length} with (word[{colors.address} + 2i] ^ word[{color.address}]) & $7FFF == 0; else $FF.",
        f"An importer of mine asks whether colour {color.address} already exists among {colors.length} entries at {colors.address} (two bytes each; the unused high bit may be anything). Return its number, the {word} if there are several, at {result.address}; $FF says no.",
    )


def too_dark(draw: Drawer) -> Made:
    colors, result = draw.array(16, draw.one(8, 16, 32)), draw.variable(8)
    limit = draw.rng.randrange(4, 28)
    low, name = draw.one(*_CHANNELS)
    other_low, other = draw.one(*[one for one in _CHANNELS if one[0] != low])
    dark = Both(
        check(masked(Here(colors), 31 << low), "<", limit << low),
        check(masked(Here(colors), 31 << other_low), "<", limit << other_low),
    )
    return (put(result, Count(colors, dark)),), (
        f"Write a routine that counts those of the {where(colors)} (BGR555) in which both {name} (bits {low}-{low + 4}) and {other} (bits {other_low}-{other_low + 4}) are below {limit}. The count goes to {result.address}.",
        f"How many colours are weak in {name} and {other}? {colors.length} words from {colors.address}; both channels < {limit} of 31. Byte {result.address}.",
        f"byte[{result.address}] = #{{c : (c >> {low} & 31) < {limit} && (c >> {other_low} & 31) < {limit}}}, c over {where(colors)}.",
        f"To judge a palette ({colors.address}, {colors.length} words) I count colours with little {name} and little {other}: each under {limit}. {name.title()} starts at bit {low}, {other} at bit {other_low}, five bits each. Result byte: {result.address}.",
    )


def palette_start(draw: Drawer) -> Made:
    palette, address = draw.variable(8, below=8), draw.variable(16)
    sprites = draw.maybe(0.5)
    depth, size = draw.one(("2bpp", 4), ("4bpp", 16), ("4bpp", 16)) if not sprites else ("4bpp", 16)
    shift = {4: 3, 16: 5}[size]
    base = draw.rng.randrange(0x2000, 0xF000, 0x100) + (0x100 if sprites else 0)
    made = plus(Shifted(Widened(Read(palette)), "left", shift), base)
    whose = "sprite" if sprites else "background"
    half = ", in the second half of the buffer (offset $100)" if sprites else ""
    return (put(address, made),), (
        f"Write a routine that computes where the colours of {whose} palette byte[{palette.address}] (0 to 7) begin in a CGRAM copy: ${base:04X} + {2 * size} * palette, as a 16-bit offset at {address.address}.",
        f"How do I get a pointer to a {whose} palette? Number: byte {palette.address} < 8, {size} colours ({2 * size} bytes) each, palette 0 at ${base:04X}{half}. Word {address.address} = ${base:04X} + number * {2 * size}.",
        f"word[{address.address}] = ${base:04X} + (byte[{palette.address}] << {shift}), palette < 8.",
        f"My palette editor shows {whose} palettes ({depth}: {size} words each). They lie one behind the other; the first has the 16-bit address ${base:04X}. For the one in {palette.address}, at most 7, store the address of its first colour at {address.address}.",
    )


def copy_palette_line(draw: Drawer) -> Made:
    lines = draw.one(2, 4, 8)
    colors, strip = draw.array(16, 16 * lines), draw.array(16, draw.one(3, 4, 7, 15, 16))
    palette = draw.variable(8, below=lines)
    working = Algorithms(draw)
    place = working.own("place")
    program = (
        put(place, Shifted(Read(palette), "left", 4)),
        Each((strip,), (put(Here(strip), at(colors, place)), more(place))),
    )
    count = strip.length
    return program, (
        f"Write a routine that copies the first {count} colours of palette byte[{palette.address}] (0 to {lines - 1}) to the {count} words at {strip.address}. The palettes have 16 words each and lie one behind the other at {colors.address}.",
        f"How do I fetch a palette line? {lines} lines of 16 words at {colors.address}, line number {palette.address} < {lines}; its first {count} words go to {strip.address}.",
        f"word[{strip.address} + 2k] = word[{colors.address} + 32 * byte[{palette.address}] + 2k], k < {count}; line < {lines}.",
        f"When the hero changes clothes, {count} colours are replaced. The sets are {lines} rows of 16 words ({colors.address}); the row to wear is in {palette.address} (below {lines}); its beginning belongs at {strip.address}.",
    )


def hue_class(draw: Drawer) -> Made:
    color, result = draw.variable(16), draw.variable(8)
    working = Algorithms(draw)
    red, green, blue = working.own("red", 16), working.own("green", 16), working.own("blue", 16)
    codes = draw.rng.sample(range(1, 200), 3)
    program = (
        put(red, Field(Read(color), 0, 5)),
        put(green, Field(Read(color), 5, 5)),
        put(blue, Field(Read(color), 10, 5)),
        If(
            Both(check(red, ">=", green), check(red, ">=", blue)),
            (put(result, codes[0]),),
            (If(check(green, ">=", blue), (put(result, codes[1]),), (put(result, codes[2]),)),),
        ),
    )
    return program, (
        f"Write a routine that names a colour's main channel: of the word {color.address} (red bits 0-4, green 5-9, blue 10-14) the largest channel decides; {result.address} becomes {codes[0]} for red, {codes[1]} for green, {codes[2]} for blue. On a tie red comes before green, green before blue.",
        f"How do I classify a BGR555 colour as reddish, greenish or bluish? Colour word {color.address}. r >= g and r >= b: {codes[0]}; else g >= b: {codes[1]}; else {codes[2]}. To byte {result.address}.",
        f"byte[{result.address}] = r >= g && r >= b ? {codes[0]} : g >= b ? {codes[1]} : {codes[2]}; r, g, b = 5-bit fields of word[{color.address}], lowest first.",
        f"A colour lock opens to one of three kinds of light. The light's colour is in {color.address}, 15 bits, red lowest. Tell its strongest part at {result.address}: red {codes[0]}, green {codes[1]}, blue {codes[2]}; where two are equally strong the earlier in this list is meant.",
    )


def remember_and_blacken(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    kept = draw.array(16, colors.length)
    fill = draw.one(0, 0x7FFF, draw.rng.randrange(0x8000))
    program = (Copy(colors, kept), Fill(colors, Number(fill, 16)))
    name = {0: "black", 0x7FFF: "white"}.get(fill, f"${fill:04X}")
    return program, (
        f"Write a routine that saves the {where(colors)} to {kept.address} and then fills the original with ${fill:04X}.",
        f"How do I blank a palette but keep a copy? Source {colors.address}, {colors.length} words; copy {kept.address}; afterwards each source word = ${fill:04X}.",
        f"for i < {colors.length}: word[{kept.address} + 2i] = word[{colors.address} + 2i]; word[{colors.address} + 2i] = ${fill:04X}.",
        f"Entering the cutscene everything turns {name}: {colors.length} colours at {colors.address} are put aside ({kept.address}) to come back later, and become ${fill:04X}, words all.",
    )


def component_product(draw: Drawer) -> Made:
    color, light, result = draw.variable(16), draw.variable(8), draw.variable(8)
    low, name = draw.one(*_CHANNELS)
    channel = Half(Field(Read(color), low, 5), False)
    shift = draw.one(4, 5, 6)
    made = Half(Shifted(Product(channel, Read(light)), "right", shift), False)
    return (put(result, made),), (
        f"Write a routine that lights one channel: the {name} of the colour word {color.address} (bits {low} to {low + 4}) times the byte {light.address}, divided by {1 << shift} (rounded down); the low byte of that goes to {result.address}.",
        f"How do I scale the {name} part of a colour by a light level? {name} = word[{color.address}] >> {low} & 31; light byte {light.address}; ({name} * light) >> {shift}, low 8 bits to {result.address}.",
        f"byte[{result.address}] = ((word[{color.address}] >> {low} & $1F) * byte[{light.address}] >> {shift}) & $FF.",
        f"Torches shade my rooms. Multiply what the colour at {color.address} has in {name} (five bits, lowest at bit {low}) with the light {light.address} (8 bits) and drop the {shift} lowest bits of the product. A byte, wrapping, at {result.address}.",
    )


def same_palettes(draw: Drawer) -> Made:
    one = draw.array(16, draw.one(4, 8, 16))
    other, result = draw.array(16, one.length), draw.variable(8)
    program = (
        put(result, 0),
        Each((one, other), (when(check(Here(one), "!=", Here(other)), more(result)),)),
        when(check(result, "!=", 0), put(result, joined(result, 0x80))),
    )
    return program, (
        f"Write a routine that compares two palettes of {one.length} words, {one.address} and {other.address}: {result.address} becomes the number of entries that differ, with bit 7 set if that is not 0.",
        f"How do I see whether CGRAM must be sent again? Wanted colours: {where(one)}; colours sent last: {other.length} words at {other.address}. Byte {result.address} = differing entries, OR $80 if there are any.",
        f"d = #{{i < {one.length}: word[{one.address} + 2i] != word[{other.address} + 2i]}}; byte[{result.address}] = d ? d | $80 : 0.",
        f"{result.address} is the upload flag of my palette code: $80 plus how many of the {one.length} colours at {one.address} are not as they are at {other.address} (two bytes each). All the same: 0.",
    )


def swap_red_blue(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    held = Algorithms(draw).own("held", 16)
    program = (
        Each(
            (colors,),
            (
                put(held, Here(colors)),
                put(
                    Here(colors),
                    joined(
                        masked(held, 0x03E0),
                        joined(Field(Read(held), 10, 5), Shifted(Field(Read(held), 0, 5), "left", 10)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that exchanges red (bits 0 to 4) and blue (bits 10 to 14) in the {where(colors)}; green stays and bit 15 becomes 0.",
        f"How do I convert RGB555 words to BGR555? {colors.length} words from {colors.address}, in place: bits 0-4 and 10-14 trade places, bit 15 = 0.",
        f"c = (c & $03E0) | (c >> 10 & $1F) | (c & $1F) << 10, for each c of {where(colors)}.",
        f"Colours from my PC tool have red on top. Fix the {colors.length} words at {colors.address}: the lowest five bits and the five from bit 10 up change places, the middle five don't move, the top bit is cleared.",
    )


def pack_eight_bit(draw: Drawer) -> Made:
    red, green, blue, color = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    made = joined(
        joined(
            Widened(Field(Read(red), 3, 5)),
            Shifted(Widened(masked(green, 0xF8)), "left", 2),
        ),
        Shifted(Widened(masked(blue, 0xF8)), "left", 7),
    )
    return (put(color, made),), (
        f"Write a routine that converts a 24-bit colour to 15 bits: red byte {red.address}, green byte {green.address}, blue byte {blue.address}, each 0 to 255; of each the upper five bits count. Word {color.address}: red lowest, blue highest, bit 15 clear.",
        f"How do I turn 8-bit RGB into an SNES colour? r {red.address}, g {green.address}, b {blue.address} (full bytes). word {color.address} = r >> 3 | (g >> 3) << 5 | (b >> 3) << 10.",
        f"word[{color.address}] = byte[{red.address}] >> 3 | (byte[{green.address}] >> 3) << 5 | (byte[{blue.address}] >> 3) << 10.",
        f"An editor on a PC wrote true-colour values: {red.address} red, {green.address} green, {blue.address} blue. Drop three bits of each and make the 15-bit word for CGRAM at {color.address}.",
    )


def expand_channel(draw: Drawer) -> Made:
    color, result = draw.variable(16), draw.variable(8)
    low, name = draw.one(*_CHANNELS)
    channel = Algorithms(draw).own("channel")
    program = (
        put(channel, Half(Field(Read(color), low, 5), False)),
        put(result, joined(Shifted(Read(channel), "left", 3), Shifted(Read(channel), "right", 2))),
    )
    return program, (
        f"Write a routine that expands the {name} of a 15-bit colour (bits {low} to {low + 4} of the word {color.address}) to 8 bits: v * 8 + v / 4, rounded down; to {result.address}.",
        f"How do I make a 0..255 value from a 5-bit {name} channel? c = word[{color.address}] >> {low} & $1F; byte {result.address} = c << 3 | c >> 2.",
        f"byte[{result.address}] = (c << 3) | (c >> 2), c = (word[{color.address}] >> {low}) & 31.",
        f"Exporting palettes, I want 31 to become 255 and 0 to stay 0: {name}'s five bits (from bit {low} of {color.address}) move to the top of the byte {result.address} and their own top three fill the bottom.",
    )


def subtract_fixed_color(draw: Drawer) -> Made:
    colors, amount = draw.array(16, draw.one(4, 8, 15, 16)), draw.rng.randrange(1, 12)
    low, name = draw.one(*_CHANNELS)
    top = 31 << low
    dark = check(masked(Here(colors), top), "<", amount << low)
    program = (
        Each(
            (colors,),
            (
                If(
                    dark,
                    (put(Here(colors), masked(Here(colors), 0xFFFF ^ top)),),
                    (less(Here(colors), amount << low),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that takes {amount} levels of {name} (bits {low} to {low + 4}) from the {where(colors)}; a channel with less becomes 0. Nothing else in the words changes.",
        f"How do I subtract a fixed {name} from a palette? {colors.length} colours, {colors.address}; channel mask ${top:04X}; max(old - {amount}, 0) each.",
        f"for c in {where(colors)}: v = c >> {low} & 31; c = (c & ${0xFFFF ^ top:04X}) | (v < {amount} ? 0 : v - {amount}) << {low}.",
        f"Night falls: my palette buffer ({colors.length} words, {colors.address}) loses {name}, {amount} of 31 at a time and not below zero. The mask of {name} is ${top:04X}; the other two channels and bit 15 are not touched.",
    )


def every_nth_color(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(16, 32, 64))
    color, shown = draw.variable(16), draw.one(4, 8, 16)
    program = (Each((colors,), (when(check(masked(Index(), shown - 1), "==", 0), put(Here(colors), color)),)),)
    return program, (
        f"Write a routine that sets the first colour of each palette of {shown} in the {where(colors)}, that is entries 0, {shown}, {2 * shown} and so on, to the word {color.address}.",
        f"How do I write one backdrop colour into all transparent entries? {colors.length} words from {colors.address}; every {shown}th, starting with entry 0, = word[{color.address}].",
        f"word[{colors.address} + 2i] = word[{color.address}] for i < {colors.length}, i % {shown} == 0.",
        f"Colour 0 of every {shown}-colour palette in my copy of CGRAM ({colors.length} words, {colors.address}) isn't shown, but I want the colour from {color.address} there for the editor.",
    )


RECIPES = (
    pulse_channel,
    step_to_color,
    add_tint,
    negate_palette,
    find_color,
    too_dark,
    palette_start,
    copy_palette_line,
    hue_class,
    remember_and_blacken,
    component_product,
    same_palettes,
    swap_red_blue,
    pack_eight_bit,
    expand_channel,
    subtract_fixed_color,
    every_nth_color,
)
