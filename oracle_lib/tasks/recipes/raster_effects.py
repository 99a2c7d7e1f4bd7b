"""What changes from line to line and from frame to frame: HDMA lists, windows, mosaic, mode 7, counters, fades."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Field,
    Half,
    Here,
    If,
    Joined,
    Number,
    Quotient,
    Read,
    Saturating,
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
    check,
    either,
    joined,
    less,
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


def line_in_table(draw: Drawer) -> Made:
    length = draw.one(3, 4, 5, 6, 8)
    counts, line, result = draw.array(8, length), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    end, place = working.own("end", 16), working.own("place")
    program = (
        put(end, 0),
        put(place, 0),
        put(result, 0xFF),
        Each(
            (counts,),
            (
                put(end, plus(end, Widened(masked(Here(counts), 0x7F)))),
                when(check(end, ">", Widened(Read(line))), put(result, place), Stop()),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds which HDMA entry is in effect on a scanline: the {length} bytes at {counts.address} are the entries' line counts (low seven bits; bit 7 is the repeat flag). Entry 0 begins at line 0, each further one where the last ends. The number of the entry that contains line byte[{line.address}] goes to {result.address}, $FF if they end before it.",
        f"Which HDMA table entry covers line n? n = byte {line.address}; {length} count bytes from {counts.address}, & $7F = lines. First entry whose running total exceeds n -> {result.address}; none: $FF.",
        f"byte[{result.address}] = least i with sum_(k<=i) (c[k] & $7F) > byte[{line.address}], else $FF; c: {length} bytes at {counts.address}.",
        f"Touching the sky on line {line.address} (a byte) should tell me its colour band. The bands are an HDMA list, of which I copied the {length} line-count bytes to {counts.address}; the top bit of each only says how it is transferred. Write the band's number to {result.address}, or $FF below the last band. A count of zero lines is simply an empty band.",
    )


def trim_table_to_screen(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8)
    counts, lines = draw.array(8, length), draw.one(224, 239, 192)
    rest, used = Algorithms(draw).own("rest"), draw.variable(8)
    part = masked(Here(counts), 0x7F)
    program = (
        put(rest, lines),
        put(used, 0),
        Each(
            (counts,),
            (
                If(
                    check(part, ">", rest),
                    (put(Here(counts), joined(masked(Here(counts), 0x80), rest)), put(rest, 0)),
                    (put(rest, minus(rest, part)),),
                ),
                when(check(part, "!=", 0), more(used)),
            ),
        ),
    )
    return program, (
        f"Write a routine that cuts an HDMA table to {lines} lines: the low seven bits of the {length} bytes at {counts.address} are line counts, bit 7 stays. Starting with {lines} remaining lines, each count is reduced to what remains if it is larger, and what it then is gets taken off. {used.address} becomes the number of counts that aren't 0 afterwards.",
        f"How do I make sure that an HDMA list doesn't describe more than {lines} lines? {length} count bytes, {counts.address}, flag in bit 7. Clip the one that overshoots, zero lines (flag kept) for all behind. Number of non-empty ones -> byte {used.address}.",
        f"left = {lines}; for c in {length} bytes at {counts.address}: n = min(c & $7F, left); left -= n; c = c & $80 | n; byte[{used.address}] = how many n > 0.",
        f"My gradient generator happily writes bands that reach beyond the {lines} visible lines. Go through the {length} line-count bytes at {counts.address} from the top, give every band at most the lines that are still free, keep its repeat flag, and tell me in {used.address} how many bands have any lines at all.",
    )


def iris_lines(draw: Drawer) -> Made:
    length = draw.one(16, 24, 28, 32)
    lefts, rights = draw.array(8, length), draw.array(8, length)
    middle, x, radius = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    line, away = working.own("line"), working.own("away")
    half = minus(radius, away)
    program = (
        put(line, 0),
        Each(
            (lefts, rights),
            (
                put(away, Binary("distance", Read(line), Read(middle))),
                If(
                    check(away, "<", radius),
                    (
                        put(Here(lefts), Saturating("subtract", Read(x), half, 0)),
                        put(Here(rights), Saturating("add", Read(x), half, 255)),
                    ),
                    (put(Here(lefts), 1), put(Here(rights), 0)),
                ),
                more(line),
            ),
        ),
    )
    return program, (
        f"Write a routine that computes a diamond-shaped window for {length} rows: with d = |i - byte {middle.address}| for row i, if d is below the byte {radius.address}, the left edge ({length} bytes at {lefts.address}) becomes x - (radius - d), not below 0, and the right edge ({length} bytes at {rights.address}) x + (radius - d), not above 255, where x is the byte {x.address}. Otherwise left is 1 and right 0 (closed).",
        f"Diamond iris for an HDMA window? Centre x {x.address}, centre row {middle.address}, radius {radius.address}. Row i of {length}: d = |i - row|; d < radius: left = max(x - (radius - d), 0), right = min(x + (radius - d), 255); else left 1, right 0. Left bytes {lefts.address}, right bytes {rights.address}.",
        f"for i < {length}: d = |i - cy|; w = r - d; (L[i], R[i]) = d < r ? (max(cx - w, 0), min(cx + w, 255)) : (1, 0); cx, cy, r = bytes {x.address}, {middle.address}, {radius.address}; L: {lefts.address}, R: {rights.address}.",
        f"The scene closes in a diamond around the hero: column {x.address}, row {middle.address}, size {radius.address}. For each of the {length} rows I need a left and a right window edge ({lefts.address} and {rights.address} on). A row as far away as the size or farther is shut, that is 1 and 0; nearer ones open by the difference to each side and are cut off at the screen's edges 0 and 255.",
    )


def mosaic_transition(draw: Drawer) -> Made:
    level, phase, scene, mirror = (
        draw.variable(8, below=16),
        draw.variable(8, below=2),
        draw.variable(8),
        draw.variable(8),
    )
    layers = draw.rng.randrange(1, 16)
    program = (
        If(
            check(phase, "==", 0),
            (If(check(level, "==", 15), (put(phase, 1), more(scene)), (more(level),)),),
            (when(check(level, "!=", 0), less(level)),),
        ),
        put(mirror, joined(Shifted(Read(level), "left", 4), layers)),
    )
    return program, (
        f"Write a routine for a mosaic scene change. While the phase {phase.address} is 0, the block size {level.address} (0 to 15) rises by 1; if it is 15 already, the phase becomes 1 and the scene number {scene.address} rises by 1 instead (wrapping). In phase 1 the size falls by 1 down to 0. Then {mirror.address}, the copy of $2106, gets the size in its high nibble and ${layers:X} in the low one. The phase is 0 or 1.",
        f"How do I pixelate out, switch, and pixelate in? Size byte {level.address} (0..15), phase byte {phase.address} (0 out, 1 in), scene byte {scene.address} + 1 at the turn, MOSAIC mirror {mirror.address} = size << 4 | ${layers:X}.",
        f"phase 0: size < 15 ? size += 1 : (phase = 1, scene += 1); phase 1: size = max(size - 1, 0); byte[{mirror.address}] = size << 4 | {layers}; size {level.address}, phase {phase.address}, scene {scene.address}.",
        f"Going through the warp, the picture gets coarser every call until its blocks are at their biggest (15 in {level.address}); the call after that only turns round ({phase.address} from 0 to 1) and counts {scene.address} up to the next scene; then it gets finer until 0. Nothing else is ever in the phase. Each call, compose the mosaic register's value at {mirror.address}: layers ${layers:X}.",
    )


def quarter_turn_matrix(draw: Drawer) -> Made:
    turn, scale = draw.variable(8), draw.variable(16)
    a, b, c, d = (draw.variable(16) for _ in range(4))
    back = Unary("negate", Read(scale))
    program = (
        Switch(
            masked(turn, 3),
            (
                (0, (put(a, scale), put(b, 0), put(c, 0), put(d, scale))),
                (1, (put(a, 0), put(b, scale), put(c, back), put(d, 0))),
                (2, (put(a, back), put(b, 0), put(c, 0), put(d, back))),
                (3, (put(a, 0), put(b, back), put(c, scale), put(d, 0))),
            ),
        ),
    )
    return program, (
        f"Write a routine that sets the mode 7 matrix for quarter turns: by bits 0 and 1 of {turn.address}, with s the word {scale.address}, the words A {a.address}, B {b.address}, C {c.address}, D {d.address} become 0: s, 0, 0, s; 1: 0, s, -s, 0; 2: -s, 0, 0, -s; 3: 0, -s, s, 0 (two's complement).",
        f"Mode 7 rotation by 0/90/180/270 degrees without a sine table? Turn: byte {turn.address} & 3; scale s: word {scale.address}. (A, B, C, D) = (s,0,0,s), (0,s,-s,0), (-s,0,0,-s), (0,-s,s,0), to the words {a.address}, {b.address}, {c.address}, {d.address}.",
        f"k = byte[{turn.address}] & 3; A = D = s * (1, 0, -1, 0)[k]; B = s * (0, 1, 0, -1)[k]; C = -B; s = word[{scale.address}]; A {a.address}, B {b.address}, C {c.address}, D {d.address}.",
        f"The world map turns in right angles only, so cosine and sine are 1, 0 and -1. The number of quarter turns is {turn.address} (just its two lowest bits), the zoom is {scale.address}. Write the four matrix words: A and D (cosine times zoom) to {a.address} and {d.address}, B (sine times zoom) to {b.address}, C, its negative, to {c.address}.",
    )


def mode7_center(draw: Drawer) -> Made:
    x, y = draw.variable(16), draw.variable(16)
    center_x, center_y, scroll_x, scroll_y = (draw.variable(16) for _ in range(4))
    down = draw.one(112, 128, 160)
    program = (
        put(center_x, masked(x, 0x1FFF)),
        put(center_y, masked(y, 0x1FFF)),
        put(scroll_x, masked(minus(x, 128), 0x1FFF)),
        put(scroll_y, masked(minus(y, down), 0x1FFF)),
    )
    return program, (
        f"Write a routine that turns the mode 7 plane around the player: the centre words {center_x.address} (X) and {center_y.address} (Y) become his position, the words {x.address} and {y.address}; the scroll words {scroll_x.address} and {scroll_y.address} become x - 128 and y - {down}. All four are cut to 13 bits.",
        f"M7X/M7Y and M7HOFS/M7VOFS from a position? x {x.address}, y {y.address} (words). Centre = (x, y) -> {center_x.address}, {center_y.address}; scroll = (x - 128, y - {down}) -> {scroll_x.address}, {scroll_y.address}; each & $1FFF.",
        f"word[{center_x.address}] = x & $1FFF; word[{center_y.address}] = y & $1FFF; word[{scroll_x.address}] = (x - 128) & $1FFF; word[{scroll_y.address}] = (y - {down}) & $1FFF; x = word[{x.address}], y = word[{y.address}].",
        f"My kart stays at column 128, line {down} of the screen and the track rotates about it. Its place on the track is in {x.address} and {y.address}. Fill in the rotation centre ({center_x.address}, {center_y.address}), which is that place, and the scroll values ({scroll_x.address}, {scroll_y.address}) that put it there on screen. The registers take 13 bits, so the upper three are zero.",
    )


def latched_counter(draw: Drawer) -> Made:
    low, high, line, blank = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    first = draw.one(225, 240)
    program = (
        put(line, Joined(masked(high, 1), Read(low))),
        If(check(line, ">=", first), (put(blank, 1),), (put(blank, 0),)),
    )
    return program, (
        f"Write a routine that joins the two reads of OPVCT: {low.address} is the first byte (bits 0-7), bit 0 of {high.address} is bit 8, its other bits are open bus. The 9-bit line goes to the word {line.address}, and {blank.address} becomes 1 if it is {first} or more (vertical blank), else 0.",
        f"How do I use a latched V counter ($213D read twice, saved at {low.address} then {high.address})? Only bit 0 of the second is valid. Line -> word {line.address}; byte {blank.address} = line >= {first}.",
        f"word[{line.address}] = byte[{low.address}] | (byte[{high.address}] & 1) << 8; byte[{blank.address}] = word[{line.address}] >= {first}.",
        f"For my raster monitor I latch the beam and read $213D two times, into {low.address} and {high.address}; of the latter everything but the lowest bit is rubbish. I want the scanline as a 16-bit number at {line.address} and a 1 at {blank.address} when the beam is in vblank, from line {first} on (0 before).",
    )


def fixed_color_bytes(draw: Drawer) -> Made:
    color = draw.variable(16)
    red, green, blue = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(red, joined(masked(Half(Read(color), False), 0x1F), 0x20)),
        put(green, joined(Half(Field(Read(color), 5, 5), False), 0x40)),
        put(blue, joined(Half(Field(Read(color), 10, 5), False), 0x80)),
    )
    return program, (
        f"Write a routine that makes three values for COLDATA ($2132) from the BGR555 word {color.address}: red with bit 5 set to {red.address}, green with bit 6 set to {green.address}, blue with bit 7 set to {blue.address}.",
        f"How do I send a 15-bit colour to $2132? It takes a channel at a time: intensity | $20 (red), | $40 (green), | $80 (blue). Colour word {color.address}; bytes to {red.address}, {green.address}, {blue.address}.",
        f"byte[{red.address}] = r | $20; byte[{green.address}] = g | $40; byte[{blue.address}] = b | $80; r, g, b of the CGRAM word {color.address}.",
        f"The fog's colour is an ordinary palette word ({color.address}), but the fixed colour register wants three separate writes, each with the bit of its channel. Prepare them for the NMI: red at {red.address}, green at {green.address}, blue at {blue.address}.",
    )


def fade_fixed_color(draw: Drawer) -> Made:
    lines = draw.array(8, draw.one(3, 6, 8, 16))
    out = draw.maybe(0.6)
    part = masked(Here(lines), 0x1F)
    change = less(Here(lines)) if out else more(Here(lines))
    left = draw.variable(8)
    program = (
        put(left, 0),
        Each((lines,), (when(check(part, "!=", 0 if out else 31), change, more(left)),)),
    )
    way = "darker" if out else "brighter"
    stop = "0" if out else "31"
    return program, (
        f"Write a routine that makes {lines.length} values for $2132 one step {way}: the intensity, bits 0 to 4 of each byte from {lines.address} on, {'falls' if out else 'rises'} by 1 unless it is {stop}; the channel bits 5 to 7 stay. {left.address} becomes the number of bytes that changed.",
        f"How do I fade a COLDATA table {'out' if out else 'in'}? {lines.length} bytes at {lines.address}, low 5 bits one {'down' if out else 'up'} to {stop}, upper 3 kept; how many moved -> byte {left.address}.",
        f"for b in {lines.length} bytes at {lines.address}: if b & $1F != {stop}: b {'-' if out else '+'}= 1; byte[{left.address}] = number of those.",
        f"The sunset gradient is a list of {lines.length} bytes ({lines.address}), each a colour intensity with its channel flags, as $2132 likes them. Make all of them one level {way} and leave those at {stop}. A zero in {left.address} tells me that the fade is over: it counts the changed ones.",
    )


def letterbox_bars(draw: Drawer) -> Made:
    height, wanted = draw.variable(8, below=113), draw.variable(8, below=113)
    top, bottom = draw.variable(8), draw.variable(8)
    step = draw.one(1, 2, 4)
    grown = Binary("min", plus(height, step), Read(wanted))
    shrunk = Binary("max", Saturating("subtract", Read(height), Number(step), 0), Read(wanted))
    program = (
        If(check(height, "<", wanted), (put(height, grown),), (put(height, shrunk),)),
        put(top, height),
        put(bottom, minus(Number(224), height)),
    )
    return program, (
        f"Write a routine that moves cinema bars: the height {height.address} goes {step} line{'s' * (step > 1)} towards the wanted height {wanted.address}, not past it (both are 0 to 112). Then {top.address} becomes the height and {bottom.address} 224 minus the height.",
        f"Letterbox bars sliding in and out? Current height {height.address}, target {wanted.address} (bytes up to 112), {step} per call. First picture line -> {top.address} (= height), first line of the lower bar -> {bottom.address} (= 224 - height).",
        f"h moves by at most {step} towards byte[{wanted.address}]; h = byte[{height.address}]; byte[{top.address}] = h; byte[{bottom.address}] = 224 - h; h, target <= 112.",
        f"Cutscenes have black bars. {wanted.address} says how tall they shall be, {height.address} how tall they are, neither above 112 lines; approach by {step} a frame and stop there exactly. The HDMA code needs the line where the picture begins, {top.address}, and the one where the lower bar begins, {bottom.address}, on a screen of 224 lines.",
    )


def curtain_wipe(draw: Drawer) -> Made:
    left, right, done = draw.variable(8), draw.variable(8), draw.variable(8)
    step = draw.one(2, 4, 8)
    program = (
        put(right, Saturating("add", Read(right), Number(step), 255)),
        when(check(right, ">=", 128), put(left, Saturating("add", Read(left), Number(step), 255))),
        If(check(left, "==", 255), (put(done, 1),), (put(done, 0),)),
    )
    return program, (
        f"Write a routine that lets a band wipe over the screen: the right edge {right.address} rises by {step}, at most to 255; if it is then 128 or more, the left edge {left.address} rises by {step} too, at most to 255. {done.address} becomes 1 if the left edge is 255 now, else 0.",
        f"How do I wipe with a window that's up to half a screen wide? right byte {right.address} += {step} (cap 255); from right >= 128 on also left byte {left.address} += {step} (cap 255); byte {done.address} = (left == 255).",
        f"r = min(r + {step}, 255); if r >= 128: l = min(l + {step}, 255); byte[{done.address}] = l == 255; r = byte[{right.address}], l = byte[{left.address}].",
        f"A beam of light sweeps from left to right. Its front is {right.address}, its back {left.address}; the front goes {step} pixels per call, and the back follows at the same pace once the front has got to the middle, 128. Neither goes beyond 255. Flag in {done.address}: 1 when the back has arrived, otherwise 0.",
    )


def frames_per_second(draw: Drawer) -> Made:
    blanks, drawn, shown = draw.variable(8), draw.variable(8), draw.variable(8)
    rate = draw.one(60, 50)
    worst = draw.variable(8)
    program = (
        more(blanks),
        when(
            check(blanks, ">=", rate),
            put(blanks, 0),
            put(shown, drawn),
            put(worst, Binary("min", Read(worst), Read(drawn))),
            put(drawn, 0),
        ),
    )
    return program, (
        f"Write a routine, called each vertical blank, that measures the frame rate: {blanks.address} rises by 1; if it is {rate} or more then, it becomes 0, {shown.address} gets the number of frames drawn, {drawn.address}, the lowest so far, {worst.address}, is lowered to that if it is less, and {drawn.address} becomes 0.",
        f"FPS counter? NMI count {blanks.address}, frames finished {drawn.address} (counted elsewhere). Every {rate} NMIs: copy frames to {shown.address}, worst = min(worst, frames) at {worst.address}, clear both counts.",
        f"v += 1; if v >= {rate}: fps = n; low = min(low, n); n = 0; v = 0; v = byte[{blanks.address}], n = byte[{drawn.address}], fps = byte[{shown.address}], low = byte[{worst.address}].",
        f"I'd like to see how many pictures a second my game manages. The main loop counts finished ones in {drawn.address}. Once per vblank this routine counts in {blanks.address}, and when a second is full ({rate}, the console's rate here, or beyond) publishes the number in {shown.address}, remembers the worst second in {worst.address} (a smaller number replaces it), and starts both counts from zero.",
    )


def perspective_lines(draw: Drawer) -> Made:
    lines = draw.array(16, draw.one(16, 24, 32))
    near = draw.variable(8, below=200)
    height = draw.rng.randrange(0x1000, 0x8000)
    distance = Algorithms(draw).own("distance")
    program = (
        put(distance, plus(near, 1)),
        Each((lines,), (put(Here(lines), Quotient(Number(height, 16), Read(distance))), more(distance))),
    )
    return program, (
        f"Write a routine that computes a mode 7 scale for each of {lines.length} lines: line i gets {height} / (byte {near.address} + 1 + i), rounded down, as a word at {lines.address} and following. The byte is below 200.",
        f"Perspective table? {lines.length} words from {lines.address}: scale[i] = {height} / (n + 1 + i), whole numbers, n = byte {near.address} (0 to 199).",
        f"for i < {lines.length}: word[{lines.address} + 2i] = floor({height} / (byte[{near.address}] + 1 + i)); byte[{near.address}] < 200.",
        f"The ground stretches to the horizon: the lower a line, the smaller its scale, namely ${height:04X} divided by its distance from the horizon. The first of my {lines.length} lines is {near.address} + 1 below it, the next one more, and so on (that byte never gets to 200). Fill the HDMA words at {lines.address} with the quotients, fractions dropped.",
    )


def dim_while_paused(draw: Drawer) -> Made:
    paused, level, mirror = draw.variable(8), draw.variable(8), draw.variable(8)
    bit = draw.rng.randrange(8)
    shift = draw.one(1, 2)
    program = (
        put(
            mirror,
            either(
                Bits(Read(paused), 1 << bit, "any"),
                Shifted(masked(level, 0x0F), "right", shift),
                masked(level, 0x0F),
            ),
        ),
    )
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Write a routine that dims the screen while the game is paused: {mirror.address}, the copy of $2100, becomes the low nibble of {level.address}, and {part} of it (rounded down) if bit {bit} of {paused.address} is set. Its upper bits are 0.",
        f"INIDISP value with a dimmed pause? Normal brightness: byte {level.address} & 15; paused: bit {bit} of {paused.address} -> {part} of that. Result byte {mirror.address}, no forced blank.",
        f"byte[{mirror.address}] = (byte[{level.address}] & 15) >> (byte[{paused.address}] & ${1 << bit:02X} ? {shift} : 0).",
        f"Pressing Start sets bit {bit} in {paused.address}; then the picture should have just {part} of its brightness, whole steps, no rounding up. The true brightness stays in {level.address} (low four bits; ignore the rest). What the NMI writes to the display register is {mirror.address}, with the screen switched on.",
    )


def split_of_three_layers(draw: Drawer) -> Made:
    camera = draw.variable(16)
    layers = [draw.variable(16) for _ in range(3)]
    shifts = sorted(draw.rng.sample(range(1, 6), 3))
    program = tuple(
        put(layer, masked(Shifted(Read(camera), "right", shift), 0x3FF))
        for layer, shift in zip(layers, shifts, strict=True)
    )
    parts = ", ".join(f"1/{1 << shift} at {layer.address}" for layer, shift in zip(layers, shifts, strict=True))
    return program, (
        f"Write a routine that makes three scroll values from the camera word {camera.address} (unsigned): {parts}. Each is the quotient rounded down, cut to ten bits, as a word.",
        f"Three parallax speeds from one camera? Word {camera.address}; {parts}; whole pixels, & $3FF, words.",
        f"c = word[{camera.address}]; "
        + "; ".join(
            f"word[{layer.address}] = (c >> {shift}) & $3FF" for layer, shift in zip(layers, shifts, strict=True)
        )
        + ".",
        f"Clouds, hills and trees go by at different speeds. HDMA switches the scroll register twice, so I need three words: {parts} of the camera position in {camera.address}, in each case without the fraction and modulo 1024, as the background registers have ten bits.",
    )


RECIPES = (
    line_in_table,
    trim_table_to_screen,
    iris_lines,
    mosaic_transition,
    quarter_turn_matrix,
    mode7_center,
    latched_counter,
    fixed_color_bytes,
    fade_fixed_color,
    letterbox_bars,
    curtain_wipe,
    frames_per_second,
    perspective_lines,
    dim_while_paused,
    split_of_three_layers,
)
