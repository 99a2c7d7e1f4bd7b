"""Tables that HDMA reads: counts, gradients, brightness, pointers, reflections and waves."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Half,
    Here,
    Number,
    Product,
    Read,
    Saturating,
    Shifted,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    either,
    joined,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def long_band_counts(draw: Drawer) -> Made:
    split, counts = draw.variable(8, below=224), draw.array(8, 4)
    rest = Algorithms(draw).own("rest")
    program = (
        put(at(counts, 0), Binary("min", Read(split), Number(127))),
        put(at(counts, 1), minus(split, at(counts, 0))),
        put(rest, minus(Number(224), split)),
        put(at(counts, 2), Binary("min", Read(rest), Number(127))),
        put(at(counts, 3), minus(rest, at(counts, 2))),
    )
    return program, (
        f"Write a routine that makes the line counts of an HDMA list with two bands: the first is byte {split.address} lines high (0 to 223), the second the rest of 224. A count may not exceed 127, so each band is two entries: at most 127 lines, then what is left (perhaps 0). The four counts go to {counts.address} and following.",
        f"Sky/ground split at line {split.address} (< 224) with HDMA counts of at most 127? Four bytes at {counts.address}: min(s, 127), s - that, min(224 - s, 127), 224 - s - that.",
        f"s = byte[{split.address}] < 224; c[0] = min(s, 127); c[1] = s - c[0]; c[2] = min(224 - s, 127); c[3] = 224 - s - c[2]; c: bytes {counts.address}.",
        f"The horizon moves ({split.address} is its line, 0 to 223, on a screen of 224), and HDMA counts only seven bits. Give the sky two entries and the ground two: as many lines as fit, 127, in the earlier, the remainder in the later. The counts, in order, are the bytes from {counts.address}. Entries of no lines are skipped by my builder.",
    )


def smooth_gradient(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(8, 16, 24, 28, 32))
    level, step = draw.variable(16), draw.variable(16)
    place = Algorithms(draw).own("place", 16)
    flag = draw.one(0x20, 0x40, 0x80, 0xE0)
    channel = {0x20: "red", 0x40: "green", 0x80: "blue", 0xE0: "all three channels"}[flag]
    program = (
        put(place, level),
        Each(
            (lines,),
            (put(Here(lines), joined(masked(Half(Read(place), True), 0x1F), flag)), put(place, plus(place, step))),
        ),
    )
    return program, (
        f"Write a routine that builds a gradient for $2132 with fractions: the level starts as the word {level.address} (8.8 fixed point) and grows by the word {step.address} per entry (modulo 65536). Each of the {lines.length} bytes at {lines.address} becomes the low five bits of the level's high byte, or-ed with ${flag:02X}. Both words stay.",
        f"COLDATA gradient over {lines.length} entries ({lines.address}) in 8.8? start word {level.address}, step word {step.address} (may be negative); entry = (level >> 8 & 31) | ${flag:02X}; start isn't modified.",
        f"v = word[{level.address}]; for i < {lines.length}: b[i] = (v >> 8 & $1F) | ${flag:02X}; v += word[{step.address}] (mod 65536); b: {lines.address}.",
        f"The sky's colour changes by less than a whole level per band. So I calculate with 256ths: first value in {level.address}, change per band in {step.address}, two bytes each, two's complement. Write {lines.length} values for the fixed colour register to {lines.address}: the whole part, five bits of it, for {channel} (${flag:02X}).",
    )


def dim_away_from_line(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(14, 16, 28, 32))
    middle, place = draw.variable(8), Algorithms(draw).own("line")
    steep = draw.one(1, 2)
    away = Binary("distance", Read(place), Read(middle))
    loss = Shifted(Binary("min", away, Number(15)), "left", 1) if steep == 2 else away
    program = (
        put(place, 0),
        Each((lines,), (put(Here(lines), Saturating("subtract", Number(15), loss, 0)), more(place))),
    )
    times = "twice " if steep == 2 else ""
    return program, (
        f"Write a routine that makes brightness values around a bright line: entry i of the {lines.length} bytes at {lines.address} becomes 15 minus {times}|i - byte {middle.address}|, but not less than 0.",
        f"INIDISP list, {lines.length} bytes at {lines.address}: full (15) at row {middle.address}, falling by {steep} per row on both sides to 0?",
        f"b[i] = max(15 - {steep} * |i - byte[{middle.address}]|, 0), i < {lines.length}; b: {lines.address}.",
        f"A lantern wanders up and down the screen. The band of lines it is in ({middle.address}) is fully lit, 15, every band further away darker by {steep}, and then black. There are {lines.length} bands, whose values for $2100 begin at {lines.address}; the lantern may also be outside of them.",
    )


def phase_pointers(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(8, 16, 24))
    phase, mask = draw.variable(8), draw.one(7, 15, 31)
    base = draw.rng.randrange(0x20, 0x70) * 0x100
    unit = draw.one(2, 4)
    place = Algorithms(draw).own("place")
    shift = unit.bit_length() - 1
    program = (
        put(place, phase),
        Each(
            (pointers,),
            (
                put(Here(pointers), plus(Shifted(Widened(masked(place, mask)), "left", shift), base)),
                more(place),
            ),
        ),
        more(phase),
    )
    return program, (
        f"Write a routine that fills the pointers of an indirect HDMA table: pointer i of the {pointers.length} words at {pointers.address} becomes ${base:04X} + {unit} * ((i + byte {phase.address}) modulo {mask + 1}); afterwards that byte rises by 1 (wrapping).",
        f"Indirect HDMA wave: {pointers.length} words at {pointers.address}; data ${base:04X}, {unit} bytes an item, {mask + 1} items in a circle, first item by phase {phase.address}; phase + 1 at the end?",
        f"p[i] = ${base:04X} + {unit} * ((i + f) & {mask}), i < {pointers.length}; f += 1; f = byte[{phase.address}], p: words {pointers.address}.",
        f"My wave lies ready as {mask + 1} items of {unit} bytes from ${base:04X}. Indirect HDMA reads them through {pointers.length} pointers ({pointers.address}), one for each line: to let the wave run, line 0 begins with item number {phase.address}, the next line uses the next item, round and round; each call moves the start by one.",
    )


def hdma_list_size(draw: Drawer) -> Made:
    mode, entries, total = draw.variable(8), draw.variable(8, below=128), draw.variable(16)
    sizes = Table("UnitSizes", "transfer unit size", (1, 2, 2, 4, 4, 4, 2, 4))
    unit = draw.variable(8)
    indirect = Bits(Read(mode), 0x40, "any")
    program = (
        put(unit, at(sizes, masked(mode, 7))),
        when(indirect, put(unit, 2)),
        put(total, plus(Product(Read(entries), plus(unit, 1)), 1)),
    )
    return program, (
        f"Write a routine that computes how long an HDMA table is: the transfer mode is bits 0 to 2 of {mode.address}, with 1, 2, 2, 4, 4, 4, 2, 4 bytes of data for the modes 0 to 7; if bit 6 (indirect) is set an entry holds a 2-byte pointer instead. That number goes to {unit.address}. The word {total.address} becomes (number + 1) * entries + 1, with the number of entries in the byte {entries.address} (below 128).",
        f"HDMA table size? DMAP byte {mode.address}: unit 1,2,2,4,4,4,2,4 by mode, 2 if indirect (bit 6) -> {unit.address}. {entries.address} entries (< 128) with a count byte each, plus the end byte -> word {total.address}.",
        f"u = m & $40 ? 2 : (1, 2, 2, 4, 4, 4, 2, 4)[m & 7]; byte[{unit.address}] = u; word[{total.address}] = byte[{entries.address}] * (u + 1) + 1; m = byte[{mode.address}].",
        f"I reserve memory for tables of raster effects. One has {entries.address} entries, fewer than 128: a line count and the data, whose size is fixed by the channel's DMAP value in {mode.address} (modes 0 to 7 move 1, 2, 2, 4, 4, 4, 2, 4 bytes; indirect ones, bit 6, always store a pointer of two). Then a zero ends it. Data bytes per entry to {unit.address}, the whole in bytes to {total.address}, 16 bits.",
    )


def water_reflection_scroll(draw: Drawer) -> Made:
    lines = draw.array(16, draw.one(16, 24, 32))
    scroll, place = draw.variable(16), Algorithms(draw).own("value", 16)
    squeeze = draw.one(2, 3, 4)
    program = (
        put(place, scroll),
        Each((lines,), (put(Here(lines), masked(place, 0x3FF)), put(place, minus(place, squeeze)))),
    )
    return program, (
        f"Write a routine that fills vertical scroll values for a reflection: the {lines.length} words at {lines.address} become the word {scroll.address}, that minus {squeeze}, minus {2 * squeeze} and so on, each modulo 1024. The word itself stays.",
        f"Upside-down water by HDMA: {lines.length} BGnVOFS words at {lines.address}: v, v - {squeeze}, v - {2 * squeeze}, ...; v = word {scroll.address}; & $3FF.",
        f"w[i] = (word[{scroll.address}] - {squeeze}i) & $3FF, i < {lines.length}; w: {lines.address}.",
        f"To show a line further up on each line further down, the scroll must fall by {squeeze} per line. Starting at the water's edge with {scroll.address} write the values for {lines.length} lines, 10 bits each in a word, to {lines.address}. The starting value, 16 bits, is needed again and not to be changed.",
    )


def vertical_stretch(draw: Drawer) -> Made:
    lines = draw.array(16, draw.one(16, 24, 32))
    zoom = draw.variable(8)
    working = Algorithms(draw)
    line, exact = working.own("line", 16), working.own("exact", 16)
    shift = draw.one(4, 5, 6)
    program = (
        put(line, 0),
        put(exact, 0),
        Each(
            (lines,),
            (
                put(Here(lines), minus(Shifted(Read(exact), "right", shift), line)),
                put(exact, plus(exact, Widened(Read(zoom)))),
                more(line),
            ),
        ),
    )
    return program, (
        f"Write a routine for stretching a picture vertically: entry i of the {lines.length} words at {lines.address} becomes i * z / {1 << shift} (rounded down) minus i, modulo 65536, with z the byte {zoom.address}.",
        f"Scroll offsets for a vertical zoom of z/{1 << shift}, z = byte {zoom.address}: word i of {lines.length} at {lines.address} = (i * z >> {shift}) - i?",
        f"w[i] = ((i * byte[{zoom.address}]) >> {shift}) - i, i < {lines.length}, 16 bits; w: {lines.address}.",
        f"Line i of the screen shall show line i * z / {1 << shift} of the picture ({zoom.address} is z; {1 << shift} means unchanged, less makes it taller). HDMA adds an offset to each line, so what I need is the difference to i: {lines.length} words from {lines.address} on, negative ones in two's complement.",
    )


def flicker_two_values(draw: Drawer) -> Made:
    lines, frame = draw.array(8, draw.one(14, 16, 28, 32)), draw.variable(8)
    one, other = draw.variable(8), draw.variable(8)
    odd = Algorithms(draw).own("turn")
    program = (
        more(frame),
        put(odd, frame),
        Each(
            (lines,),
            (put(Here(lines), either(Bits(Read(odd), 1, "any"), Read(one), Read(other))), more(odd)),
        ),
    )
    return program, (
        f"Write a routine that mixes two brightness values by flicker: first {frame.address} rises by 1 (wrapping). Then entry i of the {lines.length} bytes at {lines.address} becomes byte {one.address} if i plus the new {frame.address} is odd, else byte {other.address}.",
        f"Alternate two values over lines and frames? Frame byte {frame.address} (+ 1 first); {lines.length} bytes at {lines.address}: (i + frame) & 1 ? byte {one.address} : byte {other.address}.",
        f"f += 1; b[i] = (i + f) & 1 ? byte[{one.address}] : byte[{other.address}], i < {lines.length}; f = byte[{frame.address}], b: {lines.address}.",
        f"Half steps of brightness: put {one.address} on every second line and {other.address} on those between, and change them over from frame to frame. The frame number is {frame.address}; count it up before use. Lines: {lines.length} bytes from {lines.address}; line 0 takes the former value in odd frames.",
    )


def sway_with_amplitude(draw: Drawer) -> Made:
    lines = draw.array(16, draw.one(8, 16))
    base, phase, strength = draw.variable(16), draw.variable(8), draw.variable(8, below=5)
    wave = Table("Wave", "wave", (0, 3, 6, 7, 8, 7, 6, 3))
    working = Algorithms(draw)
    place = working.own("place")
    program = (
        put(place, phase),
        Each(
            (lines,),
            (
                put(Here(lines), plus(base, Product(Read(at(wave, masked(place, 7))), Read(strength)))),
                more(place),
            ),
        ),
        more(phase),
    )
    return program, (
        f"Write a routine that lets a background sway: entry i of the {lines.length} words at {lines.address} becomes the word {base.address} plus byte {strength.address} (0 to 4) times number (i + byte {phase.address}) modulo 8 of 0, 3, 6, 7, 8, 7, 6, 3. Then the phase {phase.address} rises by 1 (wrapping).",
        f"Heat haze scroll table with a strength? {lines.length} words at {lines.address}: base word {base.address} + wave[(i + phase) & 7] * strength; wave 0,3,6,7,8,7,6,3; phase {phase.address} (+ 1 afterwards), strength {strength.address} <= 4.",
        f"w[i] = word[{base.address}] + (0, 3, 6, 7, 8, 7, 6, 3)[(i + f) & 7] * byte[{strength.address}], i < {lines.length}; f += 1; f = byte[{phase.address}], strength < 5, w: {lines.address}.",
        f"The hotter it is ({strength.address}, 0 to 4), the more the desert shimmers. One period of the shimmer is 0, 3, 6, 7, 8, 7, 6, 3 pixels over eight lines, times the heat, on top of the scroll position {base.address} (16 bits). Fill {lines.length} words from {lines.address}; the first line is at place {phase.address} of the period, which goes on by one for the next call.",
    )


RECIPES = (
    long_band_counts,
    smooth_gradient,
    dim_away_from_line,
    phase_pointers,
    hdma_list_size,
    water_reflection_scroll,
    vertical_stretch,
    flicker_two_values,
    sway_with_amplitude,
)
