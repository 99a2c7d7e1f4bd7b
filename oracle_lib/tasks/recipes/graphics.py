"""What a game prepares in WRAM for the screen: tile words, colours, sprite buffers, animations, scroll shadows, windows."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Copy,
    Each,
    Field,
    Half,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Saturating,
    Shifted,
    Shove,
    Statement,
    Stop,
    Swap,
    Table,
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
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def compose_tile_word(draw: Drawer) -> Made:
    tile, palette, word = draw.variable(16, below=0x400), draw.variable(8, below=8), draw.variable(16)
    extra = draw.one(0, 0x2000, 0x4000, 0x8000, 0x6000)
    made = joined(tile, Shifted(Widened(Read(palette)), "left", 10))
    if extra:
        made = joined(made, extra)
    names = {
        0: "nothing else",
        0x2000: "priority",
        0x4000: "horizontal flip",
        0x8000: "vertical flip",
        0x6000: "priority and horizontal flip",
    }
    return (put(word, made),), (
        f"Write a routine that composes a tilemap entry at {word.address} (word): tile number from the word {tile.address} (below $400) in bits 0 to 9, palette from the byte {palette.address} (0 to 7) in bits 10 to 12"
        + (f", and the bits ${extra:04X} ({names[extra]}) set." if extra else ", all other bits 0."),
        f"How do I build a BG tile word? Tile: word {tile.address}, < 1024. Palette: byte {palette.address}, < 8, shifted left by 10. {f'Always OR it with ${extra:04X}.' if extra else 'No flips, no priority.'} Result: word {word.address}.",
        f"word[{word.address}] = word[{tile.address}] | byte[{palette.address}] << 10{f' | ${extra:04X}' if extra else ''}; tile < $400, palette < 8.",
        f"My HUD writes its own tiles. For tile {tile.address} (16-bit, at most $3FF) in palette {palette.address} (one byte, at most 7) with {names[extra]} I need the map word vhopppcc cccccccc at {word.address}.",
    )


def recolor_strip(draw: Drawer) -> Made:
    strip, palette = draw.array(16, draw.one(4, 8, 10, 16, 20, 32)), draw.rng.randrange(8)
    bits = palette << 10
    change = put(Here(strip), joined(masked(Here(strip), 0xE3FF), bits))
    return (Each((strip,), (change,)),), (
        f"Write a routine that gives the {where(strip)} (tilemap entries) palette {palette}: bits 10 to 12 of each become {palette}, the rest stays.",
        f"How do I change the palette of {strip.length} tile words at {strip.address} to {palette} and keep tile, flips and priority? The palette is bits 10-12.",
        f"w[i] = (w[i] & $E3FF) | ${bits:04X} for the {where(strip)}.",
        f"The chosen menu line lights up: its {strip.length} map entries in my WRAM buffer at {strip.address} (two bytes each, vhopppcc cccccccc) switch to palette {palette}.",
        f"Palette field of {strip.length} map words from {strip.address}: set to {palette}; tile, priority and flip bits untouched.",
    )


def lift_priority(draw: Drawer) -> Made:
    strip = draw.array(16, draw.one(4, 8, 12, 16, 32))
    lower = draw.maybe(0.4)
    tile = draw.rng.randrange(1, 0x3FF)
    changed = masked(Here(strip), 0xDFFF) if lower else joined(Here(strip), 0x2000)
    from_on = check(masked(Here(strip), 0x03FF), ">=", tile)
    word = "clear" if lower else "set"
    return (Each((strip,), (when(from_on, put(Here(strip), changed)),)),), (
        f"Write a routine that {word}s the priority bit ($2000) in those of the {where(strip)} whose tile number (the low 10 bits) is ${tile:03X} or more.",
        f"How do I {word} priority for high tiles only? Map words: {where(strip)}. If (word & $3FF) >= ${tile:03X}: {word} bit 13. Others unchanged.",
        f"for w in {where(strip)}: if (w & $03FF) >= ${tile:03X}: w {'&= $DFFF' if lower else '|= $2000'}.",
        f"Tree tops start at tile ${tile:03X} in my tileset and should be drawn {'behind' if lower else 'in front of'} the sprites. Fix the row buffer, {strip.length} entries of two bytes from {strip.address}: bit $2000 {'off' if lower else 'on'} for all tiles (bits 0 to 9) from there on.",
    )


def exchange_tile(draw: Drawer) -> Made:
    strip = draw.array(16, draw.one(4, 8, 16, 20, 32))
    old, new = draw.rng.randrange(0x3FF), draw.variable(16, below=0x400)
    same = check(masked(Here(strip), 0x03FF), "==", old)
    change = put(Here(strip), joined(masked(Here(strip), 0xFC00), new))
    return (Each((strip,), (when(same, change),)),), (
        f"Write a routine that swaps a tile in a map row: wherever the low 10 bits of the {where(strip)} are ${old:03X}, they become the word {new.address} (below $400), the upper 6 bits stay.",
        f"How do I replace tile ${old:03X} by tile word[{new.address}] in {strip.length} map words at {strip.address} without losing palette and flips? New number < $400.",
        f"if (w & $3FF) == ${old:03X}: w = (w & $FC00) | word[{new.address}]; for each w of {where(strip)}; word[{new.address}] < $400.",
        f"The ice melts: tile ${old:03X} turns into the tile number kept in {new.address} (two bytes, $3FF at most) all over the {strip.length} tilemap words at {strip.address}. Attribute bits 10 to 15 aren't touched.",
    )


def mirror_strip(draw: Drawer) -> Made:
    source = draw.array(16, draw.one(2, 4, 6, 8, 16))
    target = draw.array(16, source.length)
    flipped = put(Here(target), toggled(Here(target), 0x4000))
    program = (Copy(source, target, backwards=True), Each((target,), (flipped,)))
    return program, (
        f"Write a routine that mirrors a row of tiles: the {where(source)} go to the {target.length} words at {target.address} in reverse order, each with bit $4000 (horizontal flip) inverted.",
        f"How do I copy a tile strip back to front with flipped tiles? {source.length} words, {source.address} -> {target.address}; t[{source.length - 1} - i] = s[i] ^ $4000.",
        f"word[{target.address} + 2 * ({source.length - 1} - i)] = word[{source.address} + 2 * i] ^ $4000, i = 0..{source.length - 1}.",
        f"My window frame's right half is the left half seen in a mirror. Left: {source.length} map words at {source.address}. Make the right one at {target.address}: last tile first, and the h-flip bit (14) of each toggled.",
        f"Mirror image of a tile row: {source.address} -> {target.address}, {source.length} words, order reversed, bit 14 toggled in each.",
    )


def fill_row(draw: Drawer) -> Made:
    strip, first = draw.array(16, draw.one(4, 6, 8, 16, 32)), draw.variable(16)
    step = draw.one(1, 1, 2, 16)
    current = Algorithms(draw).own("tile", 16)
    program = (put(current, first), Each((strip,), (put(Here(strip), current), more(current, step))))
    return program, (
        f"Write a routine that fills the {where(strip)} with tile words that rise by {step}, the first being the word {first.address}.",
        f"How do I lay out a picture of consecutive tiles? Start word {first.address} (unchanged); {strip.length} words to {strip.address}, each {step} more than the one before, modulo 65536.",
        f"word[{strip.address} + 2 * i] = word[{first.address}] + {step} * i, i = 0..{strip.length - 1}.",
        f"A portrait row has {strip.length} tiles whose numbers go up in steps of {step}. Write their map words to {strip.address}, starting from the one in {first.address}.",
    )


def expand_block(draw: Drawer) -> Made:
    block, first = draw.array(16, 4), draw.variable(16)
    wide = draw.one(1, 2)
    row = draw.one(0x10, 0x10, 0x20)
    order = (0, wide, row, row + wide)
    program = tuple(put(at(block, n), plus(first, add) if add else first) for n, add in enumerate(order))
    listed = ", ".join(f"+${add:02X}" for add in order)
    return program, (
        f"Write a routine that expands a 16x16 block into four tile words at {block.address}: the word {first.address} with {listed} (in this order: upper left, upper right, lower left, lower right).",
        f"How do I write the four words of a big tile? Base word {first.address}; words at {block.address}: base {listed}.",
        f"word[{block.address} + 2 * n] = word[{first.address}] + ({', '.join(f'${add:02X}' for add in order)})[n], n = 0..3.",
        f"My metatiles are squares of four: the character to the right is {wide} more, the one below ${row:02X} more. From the first one's map word ({first.address}) write all four to {block.address}, row by row. Wrap at 16 bits.",
    )


def map_word_offset(draw: Drawer) -> Made:
    x, y, offset = draw.variable(8), draw.variable(8), draw.variable(16)
    row = Shifted(Widened(Field(Read(y), 3, 5)), "left", 6)
    column = Shifted(Widened(Field(Read(x), 3, 5)), "left", 1)
    made = plus(row, column)
    base = draw.one(0, 0, 0x1000, 0x2000)
    if base:
        made = plus(made, base)
    start = f" plus ${base:04X}" if base else ""
    return (put(offset, made),), (
        f"Write a routine that finds a pixel's entry in a 32x32 tilemap: x is the byte {x.address}, y the byte {y.address}; (y / 8) * 64 + (x / 8) * 2{start} (whole divisions) goes to the word {offset.address}.",
        f"How do I turn pixel coordinates into a byte offset in a tilemap of 32 words a row? x {x.address}, y {y.address}, bytes; tiles are 8x8. Offset{start} to word {offset.address}.",
        f"word[{offset.address}] = (byte[{y.address}] >> 3) * 64 + (byte[{x.address}] >> 3) * 2{f' + ${base:04X}' if base else ''}.",
        f"Clicking on the map: the pointer is at ({x.address}, {y.address}), a byte each. Which word of the map lies under it? Rows are 64 bytes, tiles 8 pixels{f', and the map starts at ${base:04X}' if base else ''}. Byte offset to {offset.address}, 16 bits.",
    )


def darken_palette(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 15, 16, 16, 32))
    algorithms = Algorithms(draw)
    amount = draw.one(1, 1, 2, 4)
    made = algorithms.own("made", 16)
    color = Read(Here(colors))
    fields = [Saturating("subtract", Field(color, low, 5), Number(amount, 16), 0) for low in (0, 5, 10)]
    program = (
        Each(
            (colors,),
            (
                put(made, fields[0]),
                put(made, joined(made, Shifted(fields[1], "left", 5))),
                put(Here(colors), joined(Shifted(fields[2], "left", 10), made)),
            ),
        ),
    )
    return program, (
        f"Write a routine that darkens the {where(colors)} (15-bit colours): red (bits 0-4), green (5-9) and blue (10-14) each lose {amount}, but none falls below 0; bit 15 becomes 0.",
        f"How do I fade {colors.length} BGR555 colours at {colors.address} one step to black? Each 5-bit channel: max(c - {amount}, 0). Top bit clear.",
        f"for each colour of {where(colors)}: r, g, b = max(r - {amount}, 0), max(g - {amount}, 0), max(b - {amount}, 0); colour = r | g << 5 | b << 10.",
        f"Night falls. Each call takes {amount} from every channel of the {colors.length} colours in my palette buffer ({colors.address}, words, 0bbbbbgggggrrrrr), down to black.",
        f"One step towards black, amount {amount} per 5-bit channel, floor 0, for the {where(colors)}; clear bit 15 as well.",
    )


def gray_palette(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16, 16, 32))
    gray = Algorithms(draw).own("gray", 16)
    color = Read(Here(colors))
    total = plus(plus(Field(color, 0, 5), Field(color, 10, 5)), Shifted(Field(color, 5, 5), "left", 1))
    program = (
        Each(
            (colors,),
            (
                put(gray, Shifted(total, "right", 2)),
                put(
                    Here(colors), joined(joined(gray, Shifted(Read(gray), "left", 5)), Shifted(Read(gray), "left", 10))
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that turns the {where(colors)} into grey: g = (red + 2 * green + blue) / 4, rounded down, with red in bits 0-4, green in 5-9, blue in 10-14; all three channels become g, bit 15 becomes 0.",
        f"How do I desaturate {colors.length} 15-bit colours at {colors.address}? Grey level (r + 2g + b) >> 2 in each channel.",
        f"g = ((c & 31) + 2 * (c >> 5 & 31) + (c >> 10 & 31)) >> 2; c = g | g << 5 | g << 10; for each c of {where(colors)}.",
        f"A flashback shows my game in black and white: go over the {colors.length} palette words at {colors.address} and make each grey by weighing green twice, red and blue once (sum divided by 4, fraction dropped).",
        f"Greyscale {colors.length} BGR555 words ({colors.address}): level = (r + 2g + b) / 4 in all three channels.",
    )


def mix_palettes(draw: Drawer) -> Made:
    one = draw.array(16, draw.one(4, 8, 16, 16))
    other, target = draw.array(16, one.length), draw.array(16, one.length)
    halves = [Shifted(masked(Here(which), 0x7BDE), "right", 1) for which in (one, other)]
    program = (Each((one, other, target), (put(Here(target), plus(*halves)),)),)
    return program, (
        f"Write a routine that mixes two palettes half and half: for each pair from the {where(one)} and the {other.length} words at {other.address}, mask both with $7BDE, shift both right by one, and store the sum at the same place of {target.address}.",
        f"How do I average 15-bit colours without channels spilling? ((a & $7BDE) >> 1) + ((b & $7BDE) >> 1); a: {where(one)}; b: from {other.address}; result from {target.address}.",
        f"t[i] = ((a[i] & $7BDE) >> 1) + ((b[i] & $7BDE) >> 1), i < {one.length}; words; a = {one.address}, b = {other.address}, t = {target.address}.",
        f"Halfway through my cross-fade each of {one.length} colours is the mean of the day palette ({one.address}) and the night palette ({other.address}). Drop each channel's lowest bit ($7BDE) before halving, add, and put it in the buffer at {target.address}.",
        f"50:50 blend of {one.length} colour words, {one.address} and {other.address} -> {target.address}. Per pair: (a & $7BDE) / 2 + (b & $7BDE) / 2.",
    )


def cycle_colors(draw: Drawer) -> Made:
    colors, up = draw.array(16, draw.one(3, 4, 5, 7, 8, 15)), draw.maybe(0.5)
    held = Algorithms(draw).own("held", 16)
    edge = colors.length - 1 if up else 0
    program = (put(held, at(colors, edge)), Shove(colors, up, Read(held)))
    way = "to the next place, the last to the first" if up else "to the place before, the first to the last"
    formula = (
        f"c[i + 1] = old c[i], c[0] = old c[{colors.length - 1}]"
        if up
        else f"c[i] = old c[i + 1], c[{colors.length - 1}] = old c[0]"
    )
    return program, (
        f"Write a routine for palette cycling: among the {where(colors)} each colour moves {way}.",
        f"How do I rotate {colors.length} colours at {colors.address}? {formula}. Words.",
        f"{formula}; c = words at {colors.address}, {colors.length} of them.",
        f"My waterfall flows by turning its {colors.length} colours (two bytes each, {colors.address}) in a circle: everything {way}.",
    )


def brightest_channel(draw: Drawer) -> Made:
    color, result = draw.variable(16), draw.variable(16)
    which = draw.one("max", "min")
    r, g, b = (Field(Read(color), low, 5) for low in (0, 5, 10))
    word = "strongest" if which == "max" else "weakest"
    return (put(result, Binary(which, Binary(which, r, g), b)),), (
        f"Write a routine that finds the {word} channel of the 15-bit colour {color.address}: the {which}imum of bits 0-4, 5-9 and 10-14, as a word (0 to 31) at {result.address}.",
        f"How do I get {which}(r, g, b) of a BGR555 colour? Colour word {color.address}; result word {result.address}.",
        f"word[{result.address}] = {which}(c & 31, c >> 5 & 31, c >> 10 & 31), c = word[{color.address}].",
        f"For the glow effect I need to know how {'bright' if which == 'max' else 'pale'} the colour in {color.address} is: take its red, green and blue (5 bits each from bit 0 up) and put the {word} at {result.address}, 16 bits wide.",
    )


def only_one_channel(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(4, 8, 16))
    low, name = draw.one((0, "red"), (5, "green"), (10, "blue"))
    keep = draw.maybe(0.5)
    mask = 31 << low if keep else 0x7FFF ^ (31 << low)
    verb = f"keep only the {name}" if keep else f"take the {name} out"
    program = (Each((colors,), (put(Here(colors), masked(Here(colors), mask)),)),)
    return program, (
        f"Write a routine that tints a palette: {verb} of the {where(colors)} ({name} is bits {low} to {low + 4}); bit 15 becomes 0{', and so do the other channels' if keep else ', the other channels stay'}.",
        f"How do I {verb} of {colors.length} colours at {colors.address}? And each word with ${mask:04X}.",
        f"c &= ${mask:04X} for each of the {where(colors)}.",
        f"Under {'a lamp of one colour' if keep else 'water'} my palette buffer ({colors.length} words, {colors.address}) should {'have nothing but' if keep else 'lose all'} {name} (five bits from bit {low}); the unused top bit is to be 0.",
    )


def fade_brightness(draw: Drawer) -> Made:
    shadow, done = draw.variable(8, below=16), draw.variable(8)
    out = draw.maybe(0.5)
    end, code = (0 if out else 15), draw.rng.randrange(1, 256)
    step = less(shadow) if out else more(shadow)
    finish = (put(done, code),)
    program = (If(check(shadow, "==", end), finish, (step,)),)
    word = "out" if out else "in"
    return program, (
        f"Write a routine that fades {word}: the brightness shadow {shadow.address} (0 to 15) goes {'down' if out else 'up'} by 1 a call; once it is {end} it stays, and {done.address} gets ${code:02X} instead.",
        f"How do I do a screen fade-{word}? INIDISP shadow byte {shadow.address}, values 0..15. Not yet {end}: one step {'down' if out else 'up'}. Already {end}: byte {done.address} = ${code:02X}.",
        f"if byte[{shadow.address}] == {end}: byte[{done.address}] = ${code:02X}; else {'--' if out else '++'}byte[{shadow.address}]. The byte is below 16.",
        f"Before the level {'ends' if out else 'starts'} the screen {'goes dark' if out else 'lights up'} step by step. NMI copies {shadow.address} to the hardware, it is never above 15; move it one towards {end}, and if it was there at the beginning of the call tell so with ${code:02X} in {done.address}.",
    )


def forced_blank(draw: Drawer) -> Made:
    shadow, level = draw.variable(8), draw.variable(8)
    on = draw.maybe(0.5)
    program = (put(level, masked(shadow, 0x0F)), put(shadow, 0x80)) if on else (put(shadow, masked(level, 0x0F)),)
    if on:
        return program, (
            f"Write a routine that blanks the screen by its shadow: remember the brightness (low 4 bits of {shadow.address}) in the byte {level.address}, then set {shadow.address} to $80.",
            f"How do I turn forced blank on and keep the brightness? Shadow {shadow.address}: its low nibble goes to {level.address}, then the shadow is $80.",
            f"byte[{level.address}] = byte[{shadow.address}] & $0F; byte[{shadow.address}] = $80.",
            f"Before a big upload I blank the picture: $80 into my INIDISP mirror {shadow.address}. To come back afterwards I want the old level, 0 to 15, at {level.address}.",
        )
    return program, (
        f"Write a routine that ends forced blank: {shadow.address} becomes the remembered brightness, the low 4 bits of {level.address}.",
        f"How do I switch the screen on again? INIDISP shadow {shadow.address} = byte {level.address} & $0F.",
        f"byte[{shadow.address}] = byte[{level.address}] & $0F.",
        f"The upload is over, so my display shadow {shadow.address} gets the level back that lies in {level.address}; only its lower nibble counts, bits 4 to 7 end up clear.",
    )


def mosaic_value(draw: Drawer) -> Made:
    amount, shadow, layers = draw.variable(8), draw.variable(8), draw.rng.randrange(1, 16)
    shift = draw.one(1, 2, 3)
    level = Field(Read(amount), shift, 4)
    return (put(shadow, joined(Shifted(level, "left", 4), layers)),), (
        f"Write a routine that sets the mosaic shadow {shadow.address}: upper nibble = bits {shift} to {shift + 3} of {amount.address}, lower nibble = ${layers:X}.",
        f"How do I make a mosaic value? Size: (byte {amount.address} >> {shift}) & $0F in the high nibble, layer mask ${layers:X} in the low one. To {shadow.address}.",
        f"byte[{shadow.address}] = ((byte[{amount.address}] >> {shift}) & $0F) << 4 | ${layers:02X}.",
        f"Warping blurs layers ${layers:X} with a counter: from {amount.address} take four bits, beginning at bit {shift}; they are the block size (top half) of my MOSAIC mirror {shadow.address}, whose bottom half is always ${layers:X}.",
    )


def close_window(draw: Drawer) -> Made:
    left, right, state = draw.variable(8), draw.variable(8), draw.variable(8)
    step, code = draw.rng.randrange(1, 9), draw.rng.randrange(1, 20)
    program = (
        put(left, Saturating("add", Read(left), Number(step), 255)),
        put(right, Saturating("subtract", Read(right), Number(step), 0)),
        when(check(left, ">", right), put(state, code)),
    )
    return program, (
        f"Write a routine that closes a window by {step} from both sides: the left edge {left.address} rises to at most 255, the right edge {right.address} falls to at least 0; if left is then greater than right, store {code} at {state.address}.",
        f"How do I animate a closing window? left += {step} (max 255), right -= {step} (min 0), bytes {left.address} and {right.address}; once left > right: byte {state.address} = {code}.",
        f"l = min(l + {step}, 255); r = max(r - {step}, 0); if l > r: byte[{state.address}] = {code}. l = byte {left.address}, r = byte {right.address}, unsigned.",
        f"Curtains! The edges of my window ({left.address}: left, {right.address}: right) move {step} pixels inwards each frame without wrapping. When they have crossed, phase {code} begins ({state.address}).",
    )


def gradient_table(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(8, 14, 16, 28, 32))
    first, step = draw.variable(8), draw.variable(8)
    algorithms = Algorithms(draw)
    current = algorithms.own("current")
    every = draw.one(1, 2, 4)
    grown: Statement = more(current, step)
    if every > 1:
        grown = when(check(masked(Index(), every - 1), "==", every - 1), grown)
    body = (put(Here(lines), current), grown)
    often = "each" if every == 1 else f"every {every}th" if every > 2 else "every second"
    return (put(current, first), Each((lines,), body)), (
        f"Write a routine that builds a gradient: the {where(lines)} begin with the byte {first.address}; after {often} entry the value grows by the byte {step.address} (modulo 256).",
        f"How do I fill a line table with a ramp? Table: {where(lines)}; start value {first.address}; add {step.address} after {often} entry; wrap at 256.",
        f"b[i] = byte[{first.address}] + byte[{step.address}] * {'i' if every == 1 else f'(i / {every}, rounded down)'} mod 256, i = 0..{lines.length - 1}; b = bytes at {lines.address}.",
        f"My sky table has {lines.length} bytes from {lines.address}. The top is {first.address}, and {'every line' if every == 1 else f'every {every} lines'} it changes by {step.address}. Bytes simply wrap.",
        f"Ramp of {lines.length} bytes at {lines.address}: first {first.address}, {often} entry is followed by +{step.address} (mod 256).",
    )


def wave_table(draw: Drawer) -> Made:
    lines, phase = draw.array(8, draw.one(8, 16, 24, 32)), draw.variable(8)
    waves = draw.table(draw.one(4, 8, 8, 16))
    mask = waves.length - 1
    start = Algorithms(draw).own("start")
    program = (
        put(start, phase),
        Each((lines,), (put(Here(lines), at(waves, masked(plus(Index(), start), mask))),)),
        more(phase),
    )
    listed = ", ".join(f"${one:02X}" for one in waves.values)
    return program, (
        f"Write a routine that makes a wave: line i of the {where(lines)} gets entry (i + phase) & ${mask:02X} of the table {listed}; then the phase, byte {phase.address}, goes up by 1 (modulo 256).",
        f"How do I fill {lines.length} scroll offsets at {lines.address} from a wave table? Table {listed}; index (line + byte[{phase.address}]) & ${mask:02X}. Advance the phase by one afterwards.",
        f"byte[{lines.address} + i] = ({listed})[(i + p) & ${mask:02X}], i < {lines.length}; then ++p; p = byte[{phase.address}].",
        f"Under water the lines wobble. The wobble is {listed}, repeated endlessly; the first of my {lines.length} line bytes ({lines.address}) starts at place {phase.address} (its low bits) of it, and each frame the wave wanders on by one.",
    )


def parallax(draw: Drawer) -> Made:
    camera, far = draw.variable(16), draw.variable(16)
    shift, drift = draw.rng.randrange(1, 4), draw.one(None, None, 1)
    moved = Shifted(Read(camera), "right", shift)
    wind = draw.variable(8) if drift else None
    made = plus(moved, Widened(Read(wind), True)) if wind else moved
    tail = f" plus the signed byte {wind.address}" if wind else ""
    return (put(far, made),), (
        f"Write a routine that scrolls a far layer: the word {far.address} becomes the camera word {camera.address} divided by {1 << shift} (unsigned, rounded down){tail}.",
        f"How do I do parallax? BG2 scroll (word {far.address}) = BG1 scroll (word {camera.address}) >> {shift}{f' + sign-extended byte {wind.address}, modulo 65536' if wind else ''}.",
        f"word[{far.address}] = (word[{camera.address}] >> {shift}){f' + (int8) byte[{wind.address}]' if wind else ''}.",
        f"The mountains move at 1/{1 << shift} of the speed of the ground{', pushed by the wind' if wind else ''}. Ground: {camera.address}, mountains: {far.address}, two bytes each{f'; the wind, {wind.address}, is one signed byte that is added' if wind else ''}.",
    )


def center_camera(draw: Drawer) -> Made:
    hero, camera, half = draw.variable(16), draw.variable(16), draw.one(0x80, 0x70, 0x78)
    limit = draw.one(0x100, 0x200, 0x300, 0x700)
    centered = Saturating("subtract", Read(hero), Number(half, 16), 0)
    return (put(camera, Binary("min", centered, Number(limit, 16))),), (
        f"Write a routine that centers the camera: the word {camera.address} becomes the hero's word {hero.address} minus {half}, not below 0 and not above {limit}.",
        f"How do I follow a sprite with the scroll? Sprite word {hero.address}, scroll word {camera.address} = sprite - ${half:02X}, clamped to 0..${limit:X}, unsigned.",
        f"word[{camera.address}] = min(max(word[{hero.address}] - {half}, 0), {limit}).",
        f"Keep the hero ({hero.address}, 16-bit) in the middle, {half} pixels from the edge of the view ({camera.address}, 16-bit). The view never starts left of 0 nor right of {limit}. Positions are unsigned.",
        f"Scroll word {camera.address} := hero word {hero.address} - {half}, limited to 0..{limit}.",
    )


def column_due(draw: Drawer) -> Made:
    camera, drawn, request = draw.variable(16), draw.variable(8), draw.variable(8)
    column = Half(Shifted(Read(camera), "right", 3), high=False)
    held = Algorithms(draw).own("column")
    program = (
        put(held, column),
        when(check(held, "==", drawn), Stop()),
        put(drawn, held),
        put(request, 1),
    )
    return program, (
        f"Write a routine that notices when the camera enters a new tile column: the low byte of (word {camera.address} / 8) is compared with the byte {drawn.address}. If it differs, it is stored there and the byte {request.address} becomes 1; else nothing changes.",
        f"How do I trigger a map upload when the scroll crosses 8 pixels? c = (word[{camera.address}] >> 3) & $FF; if c != byte[{drawn.address}]: byte[{drawn.address}] = c, byte[{request.address}] = 1.",
        f"c = low byte of (word[{camera.address}] >> 3); if c != byte[{drawn.address}] then byte[{drawn.address}] = c and byte[{request.address}] = 1.",
        f"I only rebuild the column buffer when it's due: {drawn.address} remembers the last column (scroll {camera.address} in units of 8 pixels, cut to a byte). A new one is remembered and raises {request.address} to 1.",
    )


def take_column(draw: Drawer) -> Made:
    wide, high = draw.one((4, 4), (8, 4), (8, 8), (8, 6), (4, 8), (16, 4))
    tiles, column = draw.array(8, wide * high), draw.variable(8, below=wide)
    strip, place = draw.array(8, high), Algorithms(draw).own("place")
    program = (
        put(place, column),
        Each((strip,), (put(Here(strip), at(tiles, place)), more(place, wide))),
    )
    return program, (
        f"Write a routine that takes column byte[{column.address}] (0 to {wide - 1}) out of a map of {high} rows of {wide} bytes at {tiles.address} and stores its {high} bytes, top first, at {strip.address}.",
        f"How do I extract a vertical strip? Map {wide} wide, {high} high, row by row from {tiles.address}; column number {column.address} < {wide}. To {high} bytes from {strip.address}.",
        f"byte[{strip.address} + r] = byte[{tiles.address} + {wide} * r + byte[{column.address}]], r = 0..{high - 1}; column < {wide}.",
        f"Scrolling sideways shows one new column. My room is {wide}x{high} tiles, one byte each, rows one behind the other at {tiles.address}. Column {column.address} (always below {wide}) belongs into the upload strip at {strip.address}.",
        f"Column fetch: map {tiles.address} ({wide} columns, {high} rows, bytes), column byte[{column.address}] < {wide}, into {high} bytes at {strip.address} from top to bottom.",
    )


def paint_rectangle(draw: Drawer) -> Made:
    wide, high = draw.one((8, 4), (8, 8), (16, 4), (4, 8))
    tiles, column, tile = draw.array(8, wide * high), draw.variable(8, below=wide), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, column),
        While(check(place, "<", wide * high), (put(at(tiles, place), tile), more(place, wide))),
    )
    return program, (
        f"Write a routine that draws a vertical line into a map buffer of {high} rows of {wide} bytes at {tiles.address}: all {high} tiles of the column in {column.address} (0 to {wide - 1}) become the byte {tile.address}.",
        f"How do I fill one column of a {wide}x{high} byte map ({tiles.address}, row-major) with tile byte[{tile.address}]? Column: byte {column.address}, below {wide}.",
        f"byte[{tiles.address} + {wide} * r + c] = byte[{tile.address}], r = 0..{high - 1}; c = byte[{column.address}] < {wide}.",
        f"A laser runs from the top to the bottom of my {wide} by {high} room map at {tiles.address} (a byte a tile, rows of {wide}). It stands in column {column.address}, which is less than {wide}; its tile is in {tile.address}.",
    )


def park_sprites(draw: Drawer) -> Made:
    ys, used = draw.slots(8)[0], draw.variable(8)
    below = draw.one(0xF0, 0xE0, 0xF8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, used),
        While(check(place, "<", ys.length), (put(at(ys, place), below), more(place))),
    )
    return program, (
        f"Write a routine that parks the unused sprites of a buffer: their y bytes are the {where(ys)}; from number byte[{used.address}] on each becomes ${below:02X}. If that number is {ys.length} or more nothing happens.",
        f"How do I hide the rest of my sprite list? {ys.length} y positions at {ys.address}, the first byte[{used.address}] are in use; the others get ${below:02X}.",
        f"for i = byte[{used.address}]; i < {ys.length}; ++i: byte[{ys.address} + i] = ${below:02X}.",
        f"After all objects are drawn, {used.address} tells how many of the {ys.length} sprites were needed. Move what is left off the screen: y = ${below:02X} in {ys.address} and following, starting with that index.",
        f"y[n..{ys.length - 1}] = ${below:02X}, n = byte[{used.address}], y = {where(ys)}; no-op for n >= {ys.length}.",
    )


def shake_sprites(draw: Drawer) -> Made:
    xs, ys = draw.records(8, 8)
    hidden, dy = draw.one(0xF0, 0xE0), draw.variable(8)
    visible = check(Here(ys), "!=", hidden)
    dx = draw.rng.randrange(1, 8)
    program = (Each((xs, ys), (when(visible, more(Here(ys), dy), more(Here(xs), dx)),)),)
    return program, (
        f"Write a routine that moves all visible sprites of a buffer with {ys.step} bytes each: x bytes are the {where(xs)}, y bytes the {where(ys)}. Where y is not ${hidden:02X}, add the byte {dy.address} to y and {dx} to x (modulo 256).",
        f"How do I shift every sprite record except hidden ones? {ys.length} records, {ys.step} bytes apart; first y at {ys.address}, first x at {xs.address}; hidden means y == ${hidden:02X}. y += byte[{dy.address}], x += {dx}.",
        f"for i < {ys.length}: if y[i] != ${hidden:02X}: y[i] += byte[{dy.address}], x[i] += {dx}; y[i] = byte[{ys.address} + {ys.step}i], x[i] = byte[{xs.address} + {xs.step}i].",
        f"When the quake scrolls the screen my {ys.length} sprite entries must go along: {dx} to the right and {dy.address} down, wrapping bytes. Entries take {ys.step} bytes; their x is at {xs.address}, their y at {ys.address}. Those parked at y ${hidden:02X} stay parked.",
    )


def sprite_palette(draw: Drawer) -> Made:
    attributes = draw.one(draw.slots, draw.records)(8)[0]
    palette = draw.variable(8, below=8)
    high = Algorithms(draw).own("bits")
    program = (
        put(high, Shifted(Read(palette), "left", 1)),
        Each((attributes,), (put(Here(attributes), joined(masked(Here(attributes), 0xF1), high)),)),
    )
    return program, (
        f"Write a routine that recolours sprites: in each of the {where(attributes)} (vhoopppc) the palette, bits 1 to 3, becomes the byte {palette.address} (0 to 7); all other bits stay.",
        f"How do I set the palette of all sprites in a buffer? Attribute bytes: {where(attributes)}. New palette byte {palette.address} < 8, shifted left once, replaces mask $0E.",
        f"a = (a & $F1) | (byte[{palette.address}] << 1) for each of the {where(attributes)}; palette < 8.",
        f"The boss flashes: every one of its {attributes.length} parts takes palette number {palette.address} (never above 7). Their attribute bytes, vhoopppc, are the {where(attributes)}.",
        f"Set bits 1-3 of the {where(attributes)} to palette byte {palette.address} (0..7).",
    )


def set_size_bit(draw: Drawer) -> Made:
    high, sprite = draw.array(8, 8), draw.variable(8, below=32)
    masks = (0x02, 0x08, 0x20, 0x80)
    table = Table("SizeMaskTable", "size mask", masks)
    spot = at(high, Shifted(Read(sprite), "right", 2))
    mask = at(table, masked(sprite, 3))
    on = draw.maybe(0.6)
    changed = joined(spot, mask) if on else masked(spot, Unary("not", Read(mask)))
    word = "large" if on else "small"
    verb = "set" if on else "clear"
    return (put(spot, changed),), (
        f"Write a routine that makes one sprite {word}: in a high OAM buffer of 8 bytes at {high.address}, sprite n (byte {sprite.address}, 0 to 31) has its size bit in byte n / 4, bit 2 * (n & 3) + 1. {verb.title()} it.",
        f"How do I {verb} the size bit in a high table? Table {high.address}, four sprites a byte, size masks $02, $08, $20, $80; sprite number {sprite.address} < 32.",
        f"byte[{high.address} + (n >> 2)] {'|=' if on else '&= ~'}{' ' if on else ''}($02 << 2 * (n & 3)); n = byte[{sprite.address}] < 32.",
        f"Sprite number {sprite.address} (below 32) grows{'' if on else ' no more'}: two bits per sprite lie in my 8-byte buffer {high.address}, lowest sprite in the lowest bits; the upper of its two is the size. {verb.title()} just that one.",
    )


def animation_tile(draw: Drawer) -> Made:
    timer, tile = draw.variable(8), draw.variable(8)
    frames = draw.table(draw.one(2, 4, 4, 8))
    bits = frames.length.bit_length() - 1
    shift = draw.rng.randrange(1, 5)
    base = draw.one(None, draw.variable(8))
    looked = Read(at(frames, Field(Read(timer), shift, bits)))
    made = plus(looked, base) if base else looked
    listed = ", ".join(f"${one:02X}" for one in frames.values)
    tail = f" plus the byte {base.address} (wrapping)" if base else ""
    return (put(tile, made),), (
        f"Write a routine that picks an animation picture: bits {shift} to {shift + bits - 1} of the timer {timer.address} select one of {listed}; that{tail} goes to {tile.address}.",
        f"How do I animate with a {frames.length}-entry table, each picture shown for {1 << shift} ticks? Timer {timer.address}, index (timer >> {shift}) & {frames.length - 1}, table {listed}; result{tail} to {tile.address}.",
        f"byte[{tile.address}] = ({listed})[(byte[{timer.address}] >> {shift}) & {frames.length - 1}]{f' + byte[{base.address}]' if base else ''}.",
        f"My lava has {frames.length} pictures, tiles {listed}{f', counted from the first tile in {base.address}' if base else ''}. Every {1 << shift} ticks of {timer.address} the next is due, round and round. Put the tile of the moment at {tile.address}.",
    )


def timed_animation(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    delay, frame, tile = draw.variable(8), draw.variable(8, below=count), draw.variable(8)
    spans = Table("DurationTable", "duration", tuple(draw.rng.randrange(2, 40) for _ in range(count)))
    tiles = Table("PictureTable", "picture", tuple(draw.rng.randrange(256) for _ in range(count)))
    program = (
        less(delay),
        when(check(delay, "!=", 0), Stop()),
        If(check(frame, ">=", count - 1), (put(frame, 0),), (more(frame),)),
        put(delay, at(spans, frame)),
        put(tile, at(tiles, frame)),
    )
    times, pictures = ", ".join(map(str, spans.values)), ", ".join(f"${one:02X}" for one in tiles.values)
    return program, (
        f"Write a routine that plays an animation with durations: lower the delay {delay.address} by 1 (wrapping); if it is not 0 now, that is all. Otherwise the frame {frame.address} (0 to {count - 1}) goes on by one, {count - 1} back to 0, the delay becomes that frame's entry of {times}, and {tile.address} that frame's entry of {pictures}.",
        f"How do I animate when each frame lasts differently? --byte[{delay.address}]; at zero: frame byte {frame.address} = next of 0..{count - 1} (cyclic), delay = ({times})[frame], byte {tile.address} = ({pictures})[frame].",
        f"if --d == 0: f = (f + 1) mod {count}; d = ({times})[f]; byte[{tile.address}] = ({pictures})[f]. d = byte {delay.address}, f = byte {frame.address} < {count}.",
        f"The flag in my title waves in {count} pictures ({pictures}), shown for {times} frames each. {frame.address} is the picture's number (under {count}), {delay.address} what's left of its time, and {tile.address} the tile to draw. One call is one frame, and time and tile change when the time left becomes 0.",
    )


def health_bar(draw: Drawer) -> Made:
    tiles = draw.array(8, draw.one(4, 5, 6, 8, 10))
    health, full, empty = draw.variable(8), draw.rng.randrange(0x20, 0x60), draw.rng.randrange(0x60, 0xE0)
    rest = Algorithms(draw).own("rest")
    body = (
        If(
            check(rest, ">=", 8),
            (put(Here(tiles), full), less(rest, 8)),
            (put(Here(tiles), plus(rest, empty)), put(rest, 0)),
        ),
    )
    return (put(rest, health), Each((tiles,), body)), (
        f"Write a routine that draws a bar of {tiles.length} tile bytes at {tiles.address} for the value {health.address}: from the left, while 8 or more are left, tile ${full:02X} uses up 8; the next tile is ${empty:02X} plus what is left, and all tiles after it are ${empty:02X}.",
        f"How do I draw a smooth energy bar? Energy {health.address} (byte), {tiles.length} tiles to {tiles.address}. Each tile stands for 8: ${full:02X} if full, else ${empty:02X} + the rest (0..7). What goes beyond {tiles.length} tiles is not shown.",
        f"r = byte[{health.address}]; for i < {tiles.length}: if r >= 8: t[i] = ${full:02X}, r -= 8; else t[i] = ${empty:02X} + r, r = 0; t = bytes at {tiles.address}.",
        f"The boss bar in my HUD has {tiles.length} tiles ({tiles.address}). A full one is ${full:02X}; ${empty:02X} to ${empty + 7:02X} show 0 to 7 of 8 pixels. Fill it from the left according to {health.address}, without changing that.",
        f"HUD gauge, {tiles.length} tiles at {tiles.address}, value byte {health.address} (kept), 8 per tile: full ${full:02X}; partial or empty ${empty:02X} + 0..7; left to right.",
    )


def flip_rows(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(4, 8, 8, 16))
    algorithms = Algorithms(draw)
    rest, made = algorithms.own("rest"), algorithms.own("made")
    program = (
        Each(
            (rows,),
            (
                put(rest, Here(rows)),
                put(made, 0),
                Repeat(
                    Number(8),
                    (
                        put(made, Shifted(Read(made), "left", 1)),
                        when(Bits(Read(rest), 1, "any"), more(made)),
                        put(rest, Shifted(Read(rest), "right", 1)),
                    ),
                ),
                put(Here(rows), made),
            ),
        ),
    )
    return program, (
        f"Write a routine that mirrors 1bpp graphics left to right: reverse the order of the 8 bits in each of the {where(rows)}.",
        f"How do I flip a tile horizontally in RAM? One bitplane, {where(rows)}: bit 7 and bit 0 change places, 6 and 1, and so on, in every byte.",
        f"b = bitreverse(b) for each of the {where(rows)}.",
        f"My font has no left arrow, so I turn the right arrow round: {rows.length} bytes of pixels at {rows.address}, most significant bit leftmost; mirror each row in place.",
        f"Reverse bit order within every byte of the {where(rows)}.",
    )


def count_pixels(draw: Drawer) -> Made:
    rows, result = draw.array(8, draw.one(4, 8, 8, 16)), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(result, 0),
        Each(
            (rows,),
            (
                put(rest, Here(rows)),
                While(
                    check(rest, "!=", 0),
                    (when(Bits(Read(rest), 1, "any"), more(result)), put(rest, Shifted(Read(rest), "right", 1))),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts the set pixels of a 1bpp picture: the 1 bits in all of the {where(rows)}, total to the byte {result.address}.",
        f"How do I count the ones in {rows.length} bytes at {rows.address}? Sum of the set bits into {result.address}.",
        f"byte[{result.address}] = popcount over the {where(rows)}.",
        f"In my painting puzzle a picture is {rows.length} rows of 8 pixels, a byte a row, from {rows.address}. How many pixels are painted (1)? Tell me at {result.address}.",
        f"Population count of {rows.length} bytes at {rows.address} -> byte {result.address}.",
    )


def pixel_color(draw: Drawer) -> Made:
    low, high, column, result = draw.variable(8), draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    algorithms = Algorithms(draw)
    a, b = algorithms.own("low row"), algorithms.own("high row")
    shift = Repeat(
        Read(column),
        (put(a, Shifted(Read(a), "left", 1)), put(b, Shifted(Read(b), "left", 1))),
    )
    made = joined(Field(Read(a), 7, 1), Shifted(Field(Read(b), 7, 1), "left", 1))
    return (put(a, low), put(b, high), shift, put(result, made)), (
        f"Write a routine that reads one pixel of a 2bpp row: plane 0 is the byte {low.address}, plane 1 the byte {high.address}, the column is the byte {column.address} (0 leftmost, that is bit 7, to 7). The colour, 0 to 3 (plane 0 is its low bit), goes to {result.address}.",
        f"How do I get the colour of pixel byte[{column.address}] (0..7, from the left) out of two bitplane bytes {low.address} (low bit) and {high.address} (high bit)? Result 0..3 in {result.address}.",
        f"byte[{result.address}] = (p0 >> (7 - x) & 1) | (p1 >> (7 - x) & 1) << 1; p0 = byte[{low.address}], p1 = byte[{high.address}], x = byte[{column.address}] < 8.",
        f"For hit tests I look at tile pixels. The row's planes were fetched to {low.address} and {high.address}; x within the tile, counted from the left, is {column.address}, always below 8. Store the 2-bit colour at {result.address} and leave the planes as they are.",
        f"2bpp pixel fetch: planes {low.address} / {high.address}, x = byte {column.address} (0-7, 0 is the leftmost), colour 0-3 to {result.address}.",
    )


def tile_upload_address(draw: Drawer) -> Made:
    tile, address = draw.variable(16, below=0x400), draw.variable(16)
    depth, shift = draw.one((2, 3), (4, 4))
    base = draw.one(0x1000, 0x2000, 0x3000, 0x4000)
    made = Shifted(Read(tile), "left", shift)
    program = (put(address, plus(made, base)),)
    return program, (
        f"Write a routine that computes the VRAM word address of a {depth}bpp tile: ${base:04X} + {1 << shift} * the tile number in the word {tile.address} (below $400). Store it at the word {address.address}.",
        f"How do I find where a {depth}bpp character lies in VRAM? Number: word {tile.address} < 1024; {1 << shift} words each, from ${base:04X}. Word address to {address.address}.",
        f"word[{address.address}] = ${base:04X} + (word[{tile.address}] << {shift}); tile < $400.",
        f"My upload queue wants an address for tile {tile.address} (16-bit, under $400). Characters begin at VRAM ${base:04X} and take {1 << shift} words apiece ({depth}bpp). Put it in {address.address}.",
    )


def blink_row(draw: Drawer) -> Made:
    strip, frames = draw.array(8, draw.one(4, 6, 8, 16)), draw.variable(8)
    bit, hide = 1 << draw.rng.randrange(2, 6), draw.rng.randrange(256)
    source = draw.array(8, strip.length)
    phase = Algorithms(draw).own("phase")
    program = (
        put(phase, masked(frames, bit)),
        Each(
            (strip, source), (If(check(phase, "==", 0), (put(Here(strip), Here(source)),), (put(Here(strip), hide),)),)
        ),
    )
    return program, (
        f"Write a routine that lets a line of text blink: while bit mask ${bit:02X} of the frame counter {frames.address} is clear, copy the {where(source)} to {strip.address}; while it is set, fill those {strip.length} bytes at {strip.address} with ${hide:02X}.",
        f'How do I flash "PRESS START"? Text: {where(source)}; screen buffer: {strip.address}; counter {frames.address}. (counter & ${bit:02X}) == 0: show it, else {strip.length} times ${hide:02X}.',
        f"b[i] = (byte[{frames.address}] & ${bit:02X}) ? ${hide:02X} : s[i], i < {strip.length}; s = bytes at {source.address}, b = bytes at {strip.address}.",
        f"The {strip.length} tiles at {strip.address} show my prompt (kept at {source.address}) for {bit} frames and blanks (${hide:02X}) for {bit} frames, by the counter in {frames.address}: its bit ${bit:02X} clear means shown.",
    )


def swap_two_colors(draw: Drawer) -> Made:
    colors = draw.array(16, draw.one(8, 16))
    one, other = draw.rng.sample(range(colors.length), 2)
    delay, span = draw.variable(8), draw.rng.randrange(3, 30)
    program = (
        If(check(delay, "!=", 0), (less(delay), Stop())),
        put(delay, span),
        Swap(at(colors, one), at(colors, other)),
    )
    return program, (
        f"Write a routine that makes two colours of the {where(colors)} change places now and then: if the delay {delay.address} is not 0, lower it by 1 and leave; else set it to {span} and swap entries {one} and {other} (counted from 0).",
        f"How do I alternate palette entries {one} and {other}? Palette: {where(colors)}. Only when byte {delay.address} is 0 (then reload it with {span}); otherwise just count it down.",
        f"if d != 0: --d; else d = {span}, swap(c[{one}], c[{other}]); d = byte {delay.address}, c = words at {colors.address}.",
        f"The lamps on my map twinkle: colours {one} and {other} of the palette buffer at {colors.address} (two bytes a colour) trade places, then {delay.address} keeps it quiet for {span} calls.",
    )


RECIPES = (
    compose_tile_word,
    recolor_strip,
    lift_priority,
    exchange_tile,
    mirror_strip,
    fill_row,
    expand_block,
    map_word_offset,
    darken_palette,
    gray_palette,
    mix_palettes,
    cycle_colors,
    brightest_channel,
    only_one_channel,
    fade_brightness,
    forced_blank,
    mosaic_value,
    close_window,
    gradient_table,
    wave_table,
    parallax,
    center_camera,
    column_due,
    take_column,
    paint_rectangle,
    park_sprites,
    shake_sprites,
    sprite_palette,
    set_size_bit,
    animation_tile,
    timed_animation,
    health_bar,
    flip_rows,
    count_pixels,
    pixel_color,
    tile_upload_address,
    blink_row,
    swap_two_colors,
)
