"""Signed bytes and words as offsets to wider positions: hitboxes, recoil, anchors, fractions, three-byte addresses, both axes."""

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
    Read,
    Scaled,
    Shifted,
    Switch,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    less,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def muzzle_position(draw: Drawer) -> Made:
    x, y, dx, dy, left = (
        draw.variable(16),
        draw.variable(16),
        *(draw.variable(8, signed=True) for _ in range(2)),
        draw.variable(8),
    )
    shot_x, shot_y = draw.variable(16), draw.variable(16)
    a, b, c, d, f, p, q = addresses(x, y, dx, dy, left, shot_x, shot_y)
    bit = draw.one(0, 6, 7)
    wide = Widened(Read(dx), signed=True)
    program = (
        put(shot_x, either(Bits(Read(left), 1 << bit, "any"), minus(x, wide), plus(x, wide))),
        put(shot_y, plus(y, Widened(Read(dy), signed=True))),
    )
    return program, (
        f"Write a routine that places a shot: its y (word {q}) is the hero's y (word {b}) plus the signed byte {d}; its x (word {p}) is the hero's x (word {a}) plus the signed byte {c}, or minus it if bit {bit} of {f} is set (he looks left). Sums wrap at 16 bits.",
        f"Gun muzzle: x {a}, y {b} (words), offsets s8 {c}, {d}; mirrored when {f} has bit {bit}: x - dx instead of x + dx. Results words {p}, {q}.",
        f"word[{p}] = word[{a}] + (byte[{f}] & ${1 << bit:02X} ? -1 : 1) * (s8)byte[{c}]; word[{q}] = word[{b}] + (s8)byte[{d}].",
        f"The hand that shoots is {c} pixels in front of the hero's centre and {d} below it; both are signed bytes (negative: behind, above). He stands at {a}, {b}, 16 bits each, and faces left when bit {bit} in {f} is on, in which case in front means towards smaller x. Where does the shot start? Put it to {p} and {q}.",
    )


def recoil_both_axes(draw: Drawer) -> Made:
    x, y, strength, angle = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8, below=4)
    a, b, s, d = addresses(x, y, strength, angle)
    force = Widened(Read(strength))
    order = draw.one(("right", "left", "down", "up"), ("down", "right", "up", "left"), ("up", "right", "down", "left"))
    moves = {"right": less(x, force), "left": more(x, force), "down": less(y, force), "up": more(y, force)}
    program = (Switch(Read(angle), tuple((place, (moves[name],)) for place, name in enumerate(order))),)
    told = ", ".join(f"{place} {name}" for place, name in enumerate(order))
    return program, (
        f"Write a routine that pushes a gunner back by the unsigned byte {s}, against his direction {d} ({told}): looking right his x (word {a}) falls, looking left it rises, looking down his y (word {b}) falls, looking up it rises.",
        f"Recoil {s} pixels opposite to facing {d} ({told}); x word {a}, y word {b}, y grows downwards. Only one axis changes.",
        f"d = byte[{d}] ({told}); right: x -= s, left: x += s, down: y -= s, up: y += s; x = word[{a}], y = word[{b}], s = byte[{s}].",
        f"The cannon kicks. Whoever fires it facing {told} (the number in {d}, never more than 3) slides {s} pixels (0 to 255) the other way. His coordinates are words, x at {a} and y at {b}, with y going down the screen.",
    )


def screen_place_of_part(draw: Drawer) -> Made:
    base, camera, offset, screen, seen = (
        draw.variable(16),
        draw.variable(16),
        draw.variable(8, signed=True),
        draw.variable(8),
        draw.variable(8),
    )
    b, c, o, s, v = addresses(base, camera, offset, screen, seen)
    held = Algorithms(draw).own("place", 16)
    program = (
        put(held, plus(minus(base, camera), Widened(Read(offset), signed=True))),
        If(
            check(held, "<", 0x100),
            (put(screen, Half(Read(held), False)), put(seen, 1)),
            (put(screen, 0xF0), put(seen, 0)),
        ),
    )
    return program, (
        f"Write a routine that computes where a sprite part is drawn: base x (word {b}) minus camera x (word {c}) plus the signed byte {o}, as a 16-bit number. If that is 0 to 255, its low byte goes to {s} and {v} becomes 1; else {s} becomes $F0 and {v} 0.",
        f"sx = word {b} - word {c} + s8 {o}; on screen (0..255): byte {s} = sx, {v} = 1; otherwise {s} = $F0, {v} = 0. Negative is off screen.",
        f"t = word[{b}] - word[{c}] + (s8)byte[{o}] mod $10000; (byte[{s}], byte[{v}]) = t < $100 ? (t, 1) : ($F0, 0).",
        f"My big boss is made of parts, each {o} pixels from his middle (a signed byte). The middle is at {b} in the room and the camera at {c}, both two bytes. If the part falls onto the 256 columns we see, store its column at {s} and 1 at {v}. Left or right of that it is parked: $F0 and 0.",
    )


def fall_with_gravity_cap(draw: Drawer) -> Made:
    y, speed = draw.variable(16), draw.variable(8, signed=True)
    a, v = addresses(y, speed)
    gravity, top = draw.rng.randrange(1, 6), draw.rng.randrange(16, 80)
    program = (
        more(y, Widened(Read(speed), signed=True)),
        If(check(speed, "<", top - gravity, True), (more(speed, gravity),), (put(speed, top),)),
    )
    return program, (
        f"Write a routine for one frame of falling: the signed byte {v} (speed, down is positive) is added to the y word {a}; then the speed grows by {gravity}, but from {top - gravity} on it becomes {top} (signed comparison).",
        f"y word {a} += s8 {v}; then v = v < {top - gravity} ? v + {gravity} : {top}, signed. ",
        f"word[{a}] += sign_extend(byte[{v}]); byte[{v}] = min((s8)byte[{v}] + {gravity}, {top}).",
        f"A jump starts with a negative speed ({v}, signed byte) and gravity pulls at it with {gravity} per frame until it falls with {top}, which is the fastest. Each frame first the height y ({a}, 16 bits, downwards) moves by the speed of before, then the speed changes.",
    )


def wobble_around_anchor(draw: Drawer) -> Made:
    anchor, phase, place = draw.variable(16), draw.variable(8), draw.variable(16)
    a, p, r = addresses(anchor, phase, place)
    length = draw.one(4, 8)
    swing = draw.rng.sample(range(-60, 60), length)
    table = replace(draw.table(length), values=tuple(one & 0xFF for one in swing))
    shift = draw.one(1, 2, 3)
    bits = length.bit_length() - 1
    program = (
        put(place, plus(anchor, Widened(Read(at(table, Field(Read(phase), shift, bits))), signed=True))),
        more(phase),
    )
    told = ", ".join(map(str, swing))
    return program, (
        f"Write a routine that lets a platform swing: the word {r} becomes the anchor (word {a}) plus entry (byte {p} >> {shift}) & {length - 1} of the signed bytes {told}. Then {p} rises by 1, wrapping.",
        f"pos word {r} = word {a} + (s8) T[({p} >> {shift}) & {length - 1}], T = {told}; afterwards {p} += 1.",
        f"word[{r}] = word[{a}] + ({told})[byte[{p}] >> {shift} & {length - 1}]; ++byte[{p}].",
        f"Around its fixed place {a} (two bytes) the lamp goes through {length} offsets, {told} pixels, each for {1 << shift} frames and then from the first again; {p} counts frames, so raise it after use. The lamp's present place is {r}.",
    )


def position_with_sixteenths(draw: Drawer) -> Made:
    place, speed = draw.variable(16), draw.variable(8, signed=True)
    pixels, moved = draw.variable(16), draw.variable(8)
    p, v, x, m = addresses(place, speed, pixels, moved)
    bits = draw.one(3, 4, 5)
    own = Algorithms(draw).own("before", 16)
    unit = 1 << bits
    program = (
        put(own, pixels),
        more(place, Widened(Read(speed), signed=True)),
        put(pixels, Shifted(Read(place), "right", bits)),
        put(moved, either(check(pixels, "!=", own), 1, 0)),
    )
    return program, (
        f"Write a routine that moves something by 1/{unit} pixels: the signed byte {v} is added to the position word {p} (in {unit}ths, unsigned, wrapping); the word {x} becomes the position / {unit}, rounded down, and {m} 1 if that differs from what {x} was before, else 0.",
        f"Fixed point with {bits} fraction bits: word {p} += s8 {v}; pixel word {x} = {p} >> {bits}; byte {m} = pixel changed?",
        f"q = word[{x}]; word[{p}] += (s8)byte[{v}]; word[{x}] = word[{p}] >> {bits}; byte[{m}] = word[{x}] != q.",
        f"The snail is slow: its place {p} counts {unit}ths of a pixel (16 bits, no sign) and its speed {v} too (one byte, negative to the left). After the step, whole pixels belong in {x}, and {m} says whether the snail has visibly moved, i.e. whether {x} is another number than last time (1) or not (0).",
    )


def long_position_signed_step(draw: Drawer) -> Made:
    low, top, step = draw.variable(16), draw.variable(8), draw.variable(8, signed=True)
    a, b, s = addresses(low, top, step)
    total = Algorithms(draw).own("before", 16)
    program = (
        put(total, low),
        more(low, Widened(Read(step), signed=True)),
        If(
            Bits(Read(step), 0x80, "any"),
            (when(check(low, ">", total), less(top)),),
            (when(check(low, "<", total), more(top)),),
        ),
    )
    return program, (
        f"Write a routine that adds the signed byte {s} to a 24-bit position of which the word {a} is the lower and the byte {b} the upper part. A carry or borrow out of the word goes into the byte, which wraps.",
        f"24-bit position (lo word {a}, hi byte {b}) += sign-extended byte {s}.",
        f"p = byte[{b}] << 16 | word[{a}]; p = (p + (s8)byte[{s}]) & $FFFFFF; write back to the same places.",
        f"The world of my racer is so long that positions have three bytes: sixteen bits in {a}, eight more in {b}. The car goes forward or back by {s} (-128 to 127) per frame. Crossing the end of the lower part in either direction has to change the upper one.",
    )


def nudge_towards_center(draw: Drawer) -> Made:
    x, center, nudge = draw.variable(16), draw.variable(16), draw.variable(8, signed=True)
    a, c, n = addresses(x, center, nudge)
    reach = draw.rng.randrange(3, 14)
    gap = Algorithms(draw).own("gap", 16)
    program = (
        put(gap, minus(center, x)),
        when(check(gap, ">", reach, True), put(gap, reach)),
        when(check(gap, "<", -reach, True), put(gap, -reach)),
        more(x, gap),
        put(nudge, Half(Read(gap), False)),
    )
    return program, (
        f"Write a routine that moves the word {a} towards the word {c} by at most {reach}: the difference {c} - {a}, read as signed and limited to -{reach} to {reach}, is added to {a} and stored as a signed byte in {n}.",
        f"d = clamp((s16)(word {c} - word {a}), -{reach}, {reach}); word {a} += d; byte {n} = d.",
        f"d = max(-{reach}, min({reach}, int16(word[{c}] - word[{a}]))); word[{a}] += d; byte[{n}] = d & $FF.",
        f"A magnet draws the boat ({a}) to the middle of the stream ({c}), both 16 bits: as far as it is off, but not more than {reach} pixels a frame, left or right. How far it went this frame, with its sign, should be in the byte {n} for the splash effect. (The difference counts as signed.)",
    )


def hitbox_edges(draw: Drawer) -> Made:
    x, offset, width, left, right = (
        draw.variable(16),
        draw.variable(8, signed=True),
        draw.variable(8),
        draw.variable(16),
        draw.variable(16),
    )
    a, o, w, l_, r = addresses(x, offset, width, left, right)
    program = (
        put(left, plus(x, Widened(Read(offset), signed=True))),
        put(right, minus(plus(left, Widened(Read(width))), 1)),
    )
    return program, (
        f"Write a routine that computes the columns of a hitbox: the left one (word {l_}) is the x word {a} plus the signed byte {o}, the right one (word {r}) is the left one plus the unsigned byte {w} minus 1; all modulo 65536.",
        f"left {l_} = x {a} + s8 {o}; right {r} = left + u8 {w} - 1; words, wrapping.",
        f"word[{l_}] = word[{a}] + sign_extend(byte[{o}]); word[{r}] = word[{l_}] + zero_extend(byte[{w}]) - 1.",
        f"An enemy's box begins {o} pixels from where he stands ({a}, a word), which is usually to the left and so negative, and is {w} pixels wide, up to 255. Its first and its last column, 16 bits each, belong in {l_} and {r}.",
    )


def seesaw_heights(draw: Drawer) -> Made:
    middle, tilt, one, other = draw.variable(16), draw.variable(8, signed=True), draw.variable(16), draw.variable(16)
    m, t, a, b = addresses(middle, tilt, one, other)
    factor = draw.one(1, 2, 3)
    wide = Widened(Read(tilt), signed=True)
    if factor > 1:
        wide_: Widened | Scaled = Scaled(wide, factor)
    else:
        wide_ = wide
    program = (put(one, plus(middle, wide_)), put(other, minus(middle, wide_)))
    times = "" if factor == 1 else f"{factor} times "
    star = "" if factor == 1 else f"{factor} * "
    return program, (
        f"Write a routine that sets both ends of a seesaw: the word {a} becomes the middle (word {m}) plus {times}the signed byte {t}, the word {b} the middle minus {times}it.",
        f"Seesaw: end heights words {a} = {m} + {star}s8 {t}, {b} = {m} - {star}s8 {t}.",
        f"d = {star}(s8)byte[{t}]; word[{a}] = word[{m}] + d; word[{b}] = word[{m}] - d (mod $10000).",
        f"A plank turns on its middle at height {m} (16 bits). Its tilt {t} is a signed byte; {'each unit lowers' if factor == 1 else f'each unit means {factor} pixels, by which it lowers'} the left end, {a} (y grows downwards), and lifts the right end, {b}, just as much. Mind that a negative tilt does the reverse.",
    )


def average_of_signed_forces(draw: Drawer) -> Made:
    forces = draw.array(8, draw.one(2, 4, 8))
    x = draw.variable(16)
    f, a = addresses(forces, x)
    n = forces.length
    shift = n.bit_length() - 1
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, 0),
        Each((forces,), (put(total, plus(total, Widened(Read(Here(forces)), signed=True))),)),
        more(x, Shifted(Read(total), "signed right", shift)),
    )
    return program, (
        f"Write a routine that moves the word {a} by the mean of {n} signed bytes at {f}: their 16-bit sum is divided by {n} with an arithmetic shift (rounding towards minus infinity) and added.",
        f"x word {a} += (sum of {n} s8 at {f}) >> {shift}, arithmetic shift, 16 bits.",
        f"s = sum((s8)b for {n} bytes at {f}); word[{a}] += floor(s / {n}).",
        f"{n} ropes pull at the raft, each with a force from -128 to 127 ({f} and following). It goes as far as they do on average, fractions always rounded down (so -0.5 is -1). Its place is {a}, two bytes.",
    )


def scroll_limits_signed(draw: Drawer) -> Made:
    scroll, step, edge = draw.variable(16, below=0x1000), draw.variable(8, signed=True), draw.variable(8)
    s, d, e = addresses(scroll, step, edge)
    top = draw.one(0x300, 0x500, 0x700, 0xB00)
    moved = Algorithms(draw).own("moved", 16)
    program = (
        put(moved, plus(scroll, Widened(Read(step), signed=True))),
        put(edge, 0),
        ladder(
            (check(moved, "<", 0, True), (put(moved, 0), put(edge, 1))),
            (check(moved, ">", top, True), (put(moved, top), put(edge, 2))),
        ),
        put(scroll, moved),
    )
    return program, (
        f"Write a routine that scrolls by the signed byte {d}: the word {s} (below $1000) changes by it but stays within 0 and ${top:04X}. {e} becomes 1 if it would have gone below 0, 2 if above ${top:04X}, else 0.",
        f"scroll word {s} (< $1000) += s8 {d}, clamp 0..${top:04X}; byte {e} = 0 free, 1 hit low end, 2 hit high end.",
        f"t = word[{s}] + (s8)byte[{d}]; (t, e) = t < 0 ? (0, 1) : t > ${top:04X} ? (${top:04X}, 2) : (t, 0); word[{s}] = t; byte[{e}] = e; word[{s}] < $1000 before.",
        f"The map view moves with the pad by {d} (negative is left). It must not leave the map, which goes from 0 to ${top:04X}; {s} is its left column, two bytes, always under $1000. When it is stopped at the left edge say 1 in {e}, at the right edge 2, and 0 when nothing stopped it.",
    )


def tail_follows_signed(draw: Drawer) -> Made:
    head_x, tail_x, dx = draw.variable(16), draw.variable(16), draw.variable(8, signed=True)
    stretched = draw.variable(8)
    h, t, d, s = addresses(head_x, tail_x, dx, stretched)
    limit = draw.rng.randrange(10, 90)
    program = (
        more(head_x, Widened(Read(dx), signed=True)),
        If(
            check(Binary("distance", Read(head_x), Read(tail_x)), ">", limit),
            (more(tail_x, Widened(Read(dx), signed=True)), put(stretched, 1)),
            (put(stretched, 0),),
        ),
    )
    return program, (
        f"Write a routine that moves a worm: the signed byte {d} is added to the head's word {h}. If head and tail (word {t}) are then more than {limit} apart (unsigned words), the tail moves by the same and {s} becomes 1; else the tail stays and {s} becomes 0.",
        f"head {h} += s8 {d}; |head - tail {t}| > {limit} ? (tail += s8 {d}, {s} = 1) : {s} = 0. Words, wrapping; byte {s}.",
        f"word[{h}] += (s8)byte[{d}]; if abs(word[{h}] - word[{t}]) > {limit}: word[{t}] += (s8)byte[{d}], byte[{s}] = 1; else byte[{s}] = 0.",
        f"The caterpillar's front end {h} goes {d} pixels, forwards or backwards (signed). Its rear end {t} comes along by the same distance, but only when otherwise more than {limit} pixels would lie between them. Both are 16-bit columns, compared without a sign. {s} tells if the rear moved, 1 or 0.",
    )


def height_above_ground(draw: Drawer) -> Made:
    y, ground, bounce, speed = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8, signed=True)
    a, g, b, v = addresses(y, ground, bounce, speed)
    program = (
        more(y, Widened(Read(speed), signed=True)),
        when(
            check(y, ">=", ground),
            put(y, ground),
            put(speed, Unary("negate", Shifted(Read(speed), "signed right", 1))),
            more(bounce),
        ),
    )
    return program, (
        f"Write a routine that moves a ball down or up: the signed byte {v} is added to its y word {a}. If y is then at or beyond the ground word {g} (unsigned), y becomes the ground, the speed becomes minus its half (arithmetic shift right by 1, then negated), and the bounces {b} go up by 1.",
        f"y {a} += s8 {v}; if y >= ground {g}: y = ground, v = -(v >> 1) (arithmetic), ++byte {b}. y, ground unsigned words.",
        f"word[{a}] += (s8)byte[{v}]; if word[{a}] >= word[{g}]: word[{a}] = word[{g}]; byte[{v}] = -((s8)byte[{v}] >> 1); byte[{b}] += 1.",
        f"A coin drops and bounces. It moves by its speed {v} (signed, positive is down), y being {a} in two bytes. Reaching the ground {g} or passing it puts the coin on the ground, turns the speed round at half its size, where the halving is a plain arithmetic shift, and counts one bounce in {b}.",
    )


RECIPES = (
    muzzle_position,
    recoil_both_axes,
    screen_place_of_part,
    fall_with_gravity_cap,
    wobble_around_anchor,
    position_with_sixteenths,
    long_position_signed_step,
    nudge_towards_center,
    hitbox_edges,
    seesaw_heights,
    average_of_signed_forces,
    scroll_limits_signed,
    tail_follows_signed,
    height_above_ground,
)
