"""What changes from line to line: HDMA tables built in WRAM, windows, scroll shadows, splits, raster effects, Mode 7."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Binary, Each, Half, Here, If, Number, Read, Saturating, Shifted, Table, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, joined, masked, minus, more, plus, put, when, where

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def two_part_split(draw: Drawer) -> Made:
    table, line = draw.array(8, 5), draw.variable(8)
    upper, lower = draw.rng.sample(range(256), 2)
    program = (
        put(at(table, 0), Binary("max", Binary("min", Read(line), Number(127)), Number(1))),
        put(at(table, 1), upper),
        put(at(table, 2), 1),
        put(at(table, 3), lower),
        put(at(table, 4), 0),
    )
    return program, (
        f"Write a routine that builds an HDMA table of 5 bytes at {table.address}: the line byte {line.address}, limited to 1 to 127, then ${upper:02X}, then 1, ${lower:02X}, and 0 as the end.",
        f"How do I switch a register once at a line? Line byte {line.address} (clamp to 1..127). Table {table.address}: line, ${upper:02X}, $01, ${lower:02X}, $00.",
        f"t[0] = clamp(byte[{line.address}], 1, 127); t[1] = ${upper:02X}; t[2] = 1; t[3] = ${lower:02X}; t[4] = 0; t = bytes at {table.address}.",
        f"Above the water surface the register should be ${upper:02X}, from there on ${lower:02X}. The surface lies {line.address} lines down (a count of 0 isn't allowed in HDMA, so at least 1, and I keep it to 127 at most). Write the table {table.address}: two entries of count and value - the second's count is 1 - and the terminating 0.",
    )


def long_split(draw: Drawer) -> Made:
    table, line = draw.array(8, 7), draw.variable(8, below=224)
    upper, lower = draw.rng.sample(range(256), 2)
    program = (
        If(
            check(line, ">", 127),
            (put(at(table, 0), 127), put(at(table, 2), minus(line, 127))),
            (put(at(table, 0), joined(Shifted(Read(line), "right", 1), 1)), put(at(table, 2), 1)),
        ),
        put(at(table, 1), upper),
        put(at(table, 3), upper),
        put(at(table, 4), 1),
        put(at(table, 5), lower),
        put(at(table, 6), 0),
    )
    return program, (
        f"Write a routine that fills the 7-byte table at {table.address}. Bytes 1 and 3 are ${upper:02X}, byte 4 is 1, byte 5 ${lower:02X}, byte 6 is 0. If the byte {line.address} (below 224) is greater than 127, byte 0 is 127 and byte 2 is that byte minus 127; otherwise byte 0 is half of it (rounded down) with bit 0 set, and byte 2 is 1.",
        f"How do I build an HDMA split that may lie beyond line 127? n = byte[{line.address}] < 224; table at {table.address}: (n > 127 ? 127 : n / 2 | 1), ${upper:02X}, (n > 127 ? n - 127 : 1), ${upper:02X}, 1, ${lower:02X}, 0.",
        f"t = bytes at {table.address}; n = byte[{line.address}] < 224; t[0] = n > 127 ? 127 : (n >> 1) | 1; t[2] = n > 127 ? n - 127 : 1; t[1] = t[3] = ${upper:02X}; t[4..6] = 1, ${lower:02X}, 0.",
        f"HDMA counts go to 127 only, so my upper part takes two entries, both with ${upper:02X}: for {line.address} lines (never 224 or more) above 127 they are 127 and the rest; up to 127 the first is half of the lines, made odd by setting its lowest bit, and the second a single line. Then one line with ${lower:02X} and the 0 that ends it: seven bytes from {table.address}.",
    )


def bars_table(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12)
    counts, values = laid_out(draw, count, 2, ("line count", 0, 8), ("line value", 1, 8))
    high, first, step = draw.rng.randrange(2, 20), draw.variable(8), draw.rng.randrange(1, 40)
    current = Algorithms(draw).own("current")
    program = (
        put(current, first),
        Each(
            (counts, values),
            (put(Here(counts), high), put(Here(values), current), more(current, step)),
        ),
    )
    return program, (
        f"Write a routine that fills {count} HDMA entries of two bytes at {counts.address}: count {high} each, the value of the first is the byte {first.address} and that of every next one {step} more (modulo 256).",
        f"How do I build colour bars of {high} lines? {count} pairs (count, value) from {counts.address}; count = {high}; value = byte[{first.address}] + {step} * i, 8 bits.",
        f"for i < {count}: t[2i] = {high}, t[2i + 1] = byte[{first.address}] + {step} * i mod 256; t = bytes at {counts.address}.",
        f"The sunset consists of {count} bands, {high} lines high, each {step} brighter than the one above it; the top one is {first.address}. Write the line counts and values in turns to {counts.address} (the closing 0 stands behind them already).",
    )


def scroll_entries(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 12, 16)
    counts, values = laid_out(draw, count, 3, ("line count", 0, 8), ("line scroll", 1, 16))
    scroll = draw.variable(16)
    current = Algorithms(draw).own("current", 16)
    more_shift = draw.one(1, 2)
    high = draw.rng.randrange(4, 28)
    program = (
        put(current, scroll),
        Each(
            (counts, values),
            (
                put(Here(counts), high),
                put(Here(values), current),
                put(current, plus(current, Shifted(Read(current), "right", more_shift))),
            ),
        ),
    )
    grow = {1: "half", 2: "a quarter"}[more_shift]
    return program, (
        f"Write a routine that builds {count} HDMA entries of 3 bytes at {counts.address} (count byte {high}, scroll word): the first scroll value is the word {scroll.address}, each next one is the one before plus {grow} of it (rounded down, modulo 65536).",
        f"How do I make parallax strips where nearer strips scroll faster? {count} records (byte {high}, word) from {counts.address}; v0 = word[{scroll.address}]; v[i + 1] = v[i] + (v[i] >> {more_shift}).",
        f"v = word[{scroll.address}]; for i < {count}: byte[{counts.address} + 3i] = {high}, word[{counts.address} + 3i + 1] = v, v += v >> {more_shift} (16 bits).",
        f"Floor perspective in {count} strips of {high} lines: the farthest follows the camera by {scroll.address}, and every strip further down moves by {grow} more than the strip above. Table format: lines (byte), offset (word), again and again from {counts.address}.",
    )


def window_lines(draw: Drawer) -> Made:
    count = draw.one(8, 12, 16, 24)
    lefts, rights = laid_out(draw, count, 2, ("left edge", 0, 8), ("right edge", 1, 8))
    center, step = draw.variable(8), draw.one(1, 2, 3)
    working = Algorithms(draw)
    middle, half = working.own("middle"), working.own("half")
    program = (
        put(middle, center),
        put(half, 0),
        Each(
            (lefts, rights),
            (
                put(Here(lefts), Saturating("subtract", Read(middle), Read(half), 0)),
                put(Here(rights), Saturating("add", Read(middle), Read(half), 255)),
                more(half, step),
            ),
        ),
    )
    return program, (
        f"Write a routine that makes a triangular window over {count} lines: line i has the left edge max(c - {step}i, 0) and the right edge min(c + {step}i, 255), two bytes a line from {lefts.address}; c is the byte {center.address}.",
        f"How do I draw a light cone with window HDMA data? {count} pairs (left, right) at {lefts.address}, center byte {center.address}, {step} pixel(s) wider on both sides each line, starting with 0, clamped to 0 and 255.",
        f"for i < {count}: byte[{lefts.address} + 2i] = max(c - {step}i, 0), byte[{lefts.address} + 2i + 1] = min(c + {step}i, 255); c = byte[{center.address}].",
        f"A lamp hangs at column {center.address}; its light falls as a triangle. For {count} lines write WH0 and WH1 values (left, right) to {lefts.address} and following: at the lamp both are its column, and with every line the edges go {step} further out, stopping at the screen's borders.",
    )


def shift_window(draw: Drawer) -> Made:
    edges, amount = draw.array(8, draw.one(8, 12, 16, 32)), draw.variable(8)
    way = draw.one("add", "subtract")
    bound = 255 if way == "add" else 0
    held = Algorithms(draw).own("amount")
    moved = Saturating(way, Read(Here(edges)), Read(held), bound)
    program = (put(held, amount), Each((edges,), (put(Here(edges), moved),)))
    word, limit = ("right", "at most 255") if way == "add" else ("left", "at least 0")
    return program, (
        f"Write a routine that shifts window edges to the {word}: the byte {amount.address} is {'added to' if way == 'add' else 'subtracted from'} each of the {where(edges)}, {limit}.",
        f"How do I move a window shape without wrapping? Edge bytes: {where(edges)}; by byte[{amount.address}] to the {word}, clamped at {bound}.",
        f"e = {'min(e + a, 255)' if way == 'add' else 'max(e - a, 0)'} for each e of the {where(edges)}; a = byte[{amount.address}].",
        f"The spotlight drifts {word}. Its outline is {edges.length} edge bytes at {edges.address}; each has to go by {amount.address} pixels, and no further than the {'last' if way == 'add' else 'first'} column, {bound}.",
    )


def scroll_wobble(draw: Drawer) -> Made:
    lines = draw.array(16, draw.one(8, 16, 32))
    scroll, phase = draw.variable(16), draw.variable(8)
    waves = Table("WaveTable", "wave", tuple(n & 0xFF for n in (0, 1, 2, 1, 0, -1, -2, -1)))
    working = Algorithms(draw)
    base, place = working.own("base", 16), working.own("place")
    program = (
        put(base, scroll),
        put(place, phase),
        Each(
            (lines,),
            (
                put(place, masked(place, 7)),
                put(Here(lines), plus(base, Widened(Read(at(waves, place)), True))),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that ripples a background: line i of the {where(lines)} gets the word {scroll.address} plus entry ((byte {phase.address} + i) modulo 8) of the signed numbers 0, 1, 2, 1, 0, -1, -2, -1.",
        f"How do I wobble scroll values by line? {lines.length} words at {lines.address} = word[{scroll.address}] + wave[(byte[{phase.address}] + i) & 7], wave = 0, 1, 2, 1, 0, -1, -2, -1.",
        f"word[{lines.address} + 2i] = word[{scroll.address}] + (0, 1, 2, 1, 0, -1, -2, -1)[(byte[{phase.address}] + i) & 7] mod 65536, i < {lines.length}.",
        f"Heat haze: the layer is scrolled by {scroll.address} (word), and each of {lines.length} lines is off by 0, 1, 2, 1, 0, -1, -2, -1 in turns, beginning where {phase.address} says (only its three low bits matter). Fill the words from {lines.address}.",
    )


def window_select_bits(draw: Drawer) -> Made:
    shadow, mode = draw.variable(8), draw.variable(8, below=4)
    upper = draw.maybe(0.5)
    second = draw.maybe(0.5)
    low = (4 if upper else 0) + (2 if second else 0)
    mask = 3 << low
    made = joined(masked(shadow, 0xFF ^ mask), Shifted(Read(mode), "left", low) if low else mode)
    return (put(shadow, made),), (
        f"Write a routine that sets a window's mode in a W12SEL-style shadow: bits {low} and {low + 1} of {shadow.address} become the byte {mode.address} (0 to 3), all others stay.",
        f"How do I change one of the four 2-bit fields of {shadow.address}? Field at bit {low}; new value byte {mode.address} < 4.",
        f"byte[{shadow.address}] = (byte[{shadow.address}] & ${0xFF ^ mask:02X}) | byte[{mode.address}] << {low}; mode < 4.",
        f"Window {2 if second else 1} of {'BG2' if upper else 'BG1'} has its on and invert bits at mask ${mask:02X} of my register copy {shadow.address}. Its new state, 0 to 3, is in {mode.address}; the other window and layer are none of my business.",
    )


def clamp_scroll(draw: Drawer) -> Made:
    scroll, wanted = draw.variable(16), draw.variable(16, signed=True)
    limit = draw.one(0x100, 0x200, 0x300, 0x700)
    held = Algorithms(draw).own("wanted", 16)
    program = (
        put(held, wanted),
        when(check(held, "<", 0, True), put(held, 0)),
        when(check(held, ">", limit, True), put(held, limit)),
        put(scroll, held),
    )
    return program, (
        f"Write a routine that limits a camera: the signed word {wanted.address}, raised to 0 if negative and lowered to ${limit:04X} if greater, goes to the scroll shadow {scroll.address} (word).",
        f"How do I keep a scroll position inside the room? wanted: signed word {wanted.address}; word {scroll.address} = clamp(wanted, 0, ${limit:04X}).",
        f"word[{scroll.address}] = min(max(signed word[{wanted.address}], 0), ${limit:04X}).",
        f"Following the hero, the camera would go to {wanted.address} - perhaps a negative place or beyond the last one, ${limit:04X}. What may be shown is 0 to ${limit:04X}: store the nearest allowed value at {scroll.address}. 16 bits.",
    )


def scroll_delta_columns(draw: Drawer) -> Made:
    scroll, before, columns = draw.variable(16), draw.variable(16), draw.variable(8)
    shift = draw.one(3, 4)
    size = 1 << shift
    now, old = Shifted(Read(scroll), "right", shift), Shifted(Read(before), "right", shift)
    program = (
        put(columns, Half(minus(now, old), False)),
        put(before, scroll),
    )
    return program, (
        f"Write a routine that tells how many columns of {size} pixels came into view: the word {scroll.address} / {size} minus the word {before.address} / {size} (both rounded down, the difference as a signed byte) to {columns.address}; then {before.address} = {scroll.address}.",
        f"How do I count crossed tile borders since the last frame? Scroll now word {scroll.address}, last word {before.address}; byte {columns.address} = (now >> {shift}) - (last >> {shift}), low 8 bits; afterwards last = now.",
        f"byte[{columns.address}] = ((word[{scroll.address}] >> {shift}) - (word[{before.address}] >> {shift})) & $FF; word[{before.address}] = word[{scroll.address}].",
        f"The map streamer wants a signed number of new columns ({size} pixels each; to the left is negative) at {columns.address}. The scroll word was {before.address} and is {scroll.address}; remember the new one for next time.",
    )


def mode7_scale(draw: Drawer) -> Made:
    scales = draw.array(16, draw.one(8, 16, 32))
    near, step = draw.variable(16), draw.variable(8)
    current = Algorithms(draw).own("current", 16)
    least = draw.one(0x40, 0x60, 0x80)
    program = (
        put(current, near),
        Each(
            (scales,),
            (
                put(Here(scales), current),
                put(current, Saturating("subtract", Read(current), Widened(Read(step)), least)),
            ),
        ),
    )
    return program, (
        f"Write a routine that fills the {where(scales)} with falling scales: the first is the word {near.address}; each next one is the one before minus the byte {step.address}, but not below ${least:04X} (no wrap).",
        f"How do I make Mode 7 scale values for {scales.length} lines? Start word {near.address}, decrement byte {step.address}, floor ${least:04X}, to words at {scales.address}. (Only the start itself may be below the floor.)",
        f"s = word[{near.address}]; for i < {scales.length}: word[{scales.address} + 2i] = s; s = max(s - byte[{step.address}], ${least:04X}) without wrapping.",
        f"The race track gets larger towards the bottom of the screen. Its {scales.length} scale words ({scales.address} ff.) begin with {near.address}, as given, and go down by {step.address} (a byte) from line to line until ${least:04X}, which is the least a computed one may be.",
    )


def fixed_color_byte(draw: Drawer) -> Made:
    level, result = draw.variable(8, below=32), draw.variable(8)
    mask, name = draw.one((0x20, "red"), (0x40, "green"), (0x80, "blue"), (0xE0, "all three channels"))
    return (put(result, joined(level, mask)),), (
        f"Write a routine that builds a COLDATA byte at {result.address}: the intensity {level.address} (0 to 31) with the bits ${mask:02X} ({name}) set.",
        f"How do I prepare $2132 for {name}? Intensity byte {level.address} < 32, OR ${mask:02X}, to byte {result.address}.",
        f"byte[{result.address}] = byte[{level.address}] | ${mask:02X}; level < 32.",
        f"Fog of strength {level.address} (at most 31) in {name}: the fixed-colour register takes the strength in its lower five bits and ${mask:02X} as channel choice. Store what NMI shall write there at {result.address}.",
    )


def lines_until_split(draw: Drawer) -> Made:
    line, split, left = draw.variable(8), draw.variable(8), draw.variable(8)
    total = draw.one(224, 239)
    program = (
        If(
            check(line, "<", split),
            (put(left, minus(split, line)),),
            (put(left, Saturating("subtract", Number(total), Read(line), 0)),),
        ),
    )
    return program, (
        f"Write a routine that computes the lines of the present screen part: if the line {line.address} is less than the split {split.address} (bytes, unsigned), split - line; otherwise {total} - line, not below 0. To {left.address}.",
        f"How many lines until the next raster change? line byte {line.address}, split byte {split.address}; the picture ends at {total}. Byte {left.address} = line < split ? split - line : max({total} - line, 0).",
        f"byte[{left.address}] = l < s ? s - l : max({total} - l, 0); l = byte[{line.address}], s = byte[{split.address}].",
        f"My status bar begins at line {split.address}. The beam is at {line.address}. Tell at {left.address} how many lines there are up to the bar, or if it is in the bar already, up to the end of the picture at {total} (0 beyond that).",
    )


def irq_line_next(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(3, 4, 6, 8))
    place, timer = draw.variable(8, below=lines.length), draw.variable(16)
    last = lines.length - 1
    program = (
        If(check(place, "==", last), (put(place, 0),), (more(place),)),
        put(timer, Widened(Read(at(lines, place)))),
    )
    return program, (
        f"Write a routine that prepares the next raster interrupt: the number {place.address} (0 to {last}) goes on by one, {last} back to 0; the line at that place of the {where(lines)} goes to the word {timer.address}, its high byte 0.",
        f"How do I cycle through {lines.length} IRQ lines? Lines: bytes at {lines.address}; index byte {place.address} <= {last}: next, cyclic. VTIME shadow word {timer.address} = line[index].",
        f"n = (byte[{place.address}] + 1) mod {lines.length}; byte[{place.address}] = n; word[{timer.address}] = byte[{lines.address} + n]; index < {lines.length} on entry.",
        f"There are {lines.length} places on the screen where my IRQ changes something ({lines.address} holds their lines, a byte each). {place.address} counts which was the last one, up to {last}, then 0 again. Step to the next and put its line into the 16-bit shadow {timer.address}.",
    )


RECIPES = (
    two_part_split,
    long_split,
    bars_table,
    scroll_entries,
    window_lines,
    shift_window,
    scroll_wobble,
    window_select_bits,
    clamp_scroll,
    scroll_delta_columns,
    mode7_scale,
    fixed_color_byte,
    lines_until_split,
    irq_line_next,
)
