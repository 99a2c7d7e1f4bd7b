"""Fractions and subpixels with carries into whole pixels: both axes, brakes, limits, fixed point in several layouts."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Half,
    If,
    Read,
    Shifted,
    Statement,
    Stop,
    Switch,
    Variable,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
    part,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def both_axes_with_fractions(draw: Drawer) -> Made:
    x, fx, vx = draw.variable(16), draw.variable(8), draw.variable(8, signed=True)
    y, fy, vy = draw.variable(16), draw.variable(8), draw.variable(8, signed=True)
    a, b, c, d, e, f = addresses(x, fx, vx, y, fy, vy)
    own = Algorithms(draw).own("total", 16)

    def moved(place: Variable, fraction: Variable, speed: Variable) -> tuple[Statement, ...]:
        return (
            put(own, plus(Widened(Read(fraction)), Shifted(Widened(Read(speed), signed=True), "left", 4))),
            put(fraction, Half(Read(own), False)),
            more(place, Widened(Half(Read(own), True), signed=True)),
        )

    program = (*moved(x, fx, vx), *moved(y, fy, vy))
    return program, (
        f"Write a routine that moves a sprite by signed speeds in 1/16 pixels. x: whole pixels word {a}, 1/256 pixels byte {b}, speed byte {c}. y: word {d}, byte {e}, speed byte {f}. Each speed times 16 is added to the 24-bit number of pixel word and fraction byte; wraps.",
        f"16.8 positions ({a}.{b} and {d}.{e}) += s8 4.4 speeds {c} and {f}, i.e. speed << 4 sign-extended.",
        f"(word[{a}] : byte[{b}]) += 16 * (s8)byte[{c}]; (word[{d}] : byte[{e}]) += 16 * (s8)byte[{f}]; fraction is the lowest byte.",
        f"SMW-style movement: a speed is a signed byte, sixteen of it make a pixel per frame. For x that is {c}, with the position in {a} (two bytes) and the part behind the point in {b}; for y it is {f}, with {d} and {e}. Do one frame for both, leftward and upward speeds too.",
    )


def brake_to_rest(draw: Drawer) -> Made:
    speed, resting = draw.variable(16, signed=True), draw.variable(8)
    v, r = addresses(speed, resting)
    brake = draw.rng.randrange(4, 64)
    program = (
        ladder(
            (check(speed, ">", brake, True), (less(speed, brake), put(resting, 0))),
            (check(speed, "<", -brake, True), (more(speed, brake), put(resting, 0))),
            otherwise=(put(speed, 0), put(resting, 1)),
        ),
    )
    return program, (
        f"Write a routine that brakes the signed 8.8 speed word {v} by {brake}: above {brake} it falls by {brake}, below -{brake} it rises by {brake}, in between it becomes 0. {r} is 1 if it became 0 that way, else 0.",
        f"friction {brake} on s16 {v}: towards 0, no overshoot; {r} = |v| <= {brake} (came to rest).",
        f"v = (s16)word[{v}]; v > {brake} ? v -= {brake}, r = 0 : v < -{brake} ? v += {brake}, r = 0 : (v = 0, r = 1); r -> byte[{r}].",
        f"A sledge slows down by {brake}/256 pixels a frame, whether it goes right or left (the sign of the word {v}). With no more than that left it stops dead, and {r} tells so by a 1; as long as it slides {r} is 0.",
    )


def accelerate_with_limit(draw: Drawer) -> Made:
    speed, pad = draw.variable(16, signed=True), draw.variable(16)
    v, p = addresses(speed, pad)
    step = draw.rng.randrange(8, 48)
    top = draw.rng.randrange(0x180, 0x500)
    program = (
        ladder(
            (Bits(Read(pad), 0x0100, "any"), (more(speed, step),)),
            (Bits(Read(pad), 0x0200, "any"), (less(speed, step),)),
            otherwise=(Stop(),),
        ),
        ladder(
            (check(speed, ">", top, True), (put(speed, top),)),
            (check(speed, "<", -top, True), (put(speed, -top),)),
        ),
    )
    return program, (
        f"Write a routine that steers by the pad word {p}: with Right held the signed word {v} rises by {step}, otherwise with Left held it falls by {step}, otherwise nothing happens. After a change it is limited to -{top} to {top}. (Changes wrap at 16 bits before the limits are looked at.)",
        f"pad {p}: Right -> s16 {v} + {step}, else Left -> - {step}, else return; then clamp to +-{top}.",
        f"d = word[{p}] & $0100 ? {step} : word[{p}] & $0200 ? -{step} : return; v = wrap16(v + d); v = max(-{top}, min({top}, v)); v = (s16)word[{v}].",
        f"The speed of my skater ({v}, a signed word) grows by {step} as long as Right is down and shrinks by {step} for Left; Right wins if both are. It never gets faster than {top} in either direction. If he presses neither, leave the speed as it is, even one beyond the limit. Buttons: {p}, as the hardware delivers them.",
    )


def fixed_to_pixels_rounded(draw: Drawer) -> Made:
    place, pixel, near = draw.variable(16), draw.variable(8), draw.variable(8)
    p, x, n = addresses(place, pixel, near)
    program = (
        put(pixel, Half(Read(place), True)),
        put(near, 0),
        when(Bits(Read(place), 0x0080, "any"), more(pixel), put(near, 1)),
    )
    return program, (
        f"Write a routine that rounds the unsigned 8.8 number {p} to whole pixels in {x}: the high byte, plus 1 if the fraction is $80 or more (255 then wraps to 0). {n} is 1 if it was rounded up, else 0.",
        f"byte {x} = round(word {p} / 256), half up, mod 256; {n} = rounded up?",
        f"byte[{x}] = (word[{p}] + $80) >> 8 & $FF (17-bit sum); byte[{n}] = word[{p}] >> 7 & 1.",
        f"{p} is where the pearl is, eight bits of pixels over eight bits of fraction. Draw it at the nearest pixel, {x}; exactly half way counts as the next. {n} says whether that is the next one, 1, or the one it is in, 0.",
    )


def lerp_of_words_by_quarters(draw: Drawer) -> Made:
    start, end, quarter, result = (
        draw.variable(16, below=0x4000),
        draw.variable(16, below=0x4000),
        draw.variable(8, below=4),
        draw.variable(16),
    )
    a, b, q, r = addresses(start, end, quarter, result)
    program = (
        Switch(
            Read(quarter),
            (
                (0, (put(result, start),)),
                (1, (put(result, Shifted(plus(plus(start, Shifted(Read(start), "left", 1)), end), "right", 2)),)),
                (2, (put(result, Shifted(plus(start, end), "right", 1)),)),
                (3, (put(result, Shifted(plus(plus(end, Shifted(Read(end), "left", 1)), start), "right", 2)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that goes from the word {a} to the word {b} (both below $4000) in quarters: {r} becomes a for {q} = 0, (3a + b) / 4 for 1, (a + b) / 2 for 2, (a + 3b) / 4 for 3, each rounded down.",
        f"word {r} = ((4 - q) * a + q * b) / 4, q = {q} (0-3), a = word {a}, b = word {b}, both < $4000.",
        f"word[{r}] = floor(((4 - q) * word[{a}] + q * word[{b}]) / 4); q = byte[{q}] < 4; values below $4000.",
        f"A drawbridge has four positions: {q} of 0 is all the way at {a}, and each further one is a quarter of the way on to {b}, so that 3 is three quarters. Both ends are words under $4000. Compute the height, fractions dropped, for {r}.",
    )


def sloped_speed(draw: Drawer) -> Made:
    speed, slope, result = draw.variable(16, signed=True), draw.variable(8, below=3), draw.variable(16)
    v, s, r = addresses(speed, slope, result)
    program = (
        ladder(
            (check(slope, "==", 0), (put(result, speed),)),
            (
                check(slope, "==", 1),
                (put(result, minus(speed, Shifted(Read(speed), "signed right", 2))),),
            ),
            otherwise=(put(result, Shifted(Read(speed), "signed right", 1)),),
        ),
    )
    return program, (
        f"Write a routine that adapts the signed speed word {v} to the slope {s} (0-2) and stores it in the word {r}: flat (0) unchanged, gentle (1) the speed minus a quarter of it, steep (2) half of it; quarter and half by arithmetic shift (rounding down).",
        f"{r} = s16 {v} on slope {s}: 0 -> v; 1 -> v - (v >> 2); 2 -> v >> 1; arithmetic shifts; slope < 3.",
        f"word[{r}] = (v, v - (v asr 2), v asr 1)[byte[{s}]]; v = (s16)word[{v}]; byte[{s}] in 0..2.",
        f"Walking uphill is slower, in both directions: {s} tells how steep (0 flat, 1 gentle, 2 steep). Gentle costs a quarter of the speed, steep half of it. The speed {v} is a word with sign, and leftward ones must stay negative; fractions go down as with an arithmetic shift. Speed on the hill: {r}.",
    )


def fraction_borrow_down(draw: Drawer) -> Made:
    whole, fraction, drain, empty = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    w, f, d, e = addresses(whole, fraction, drain, empty)
    program = (
        put(empty, 0),
        If(
            check(fraction, ">=", drain),
            (less(fraction, drain),),
            (
                If(
                    check(whole, "!=", 0),
                    (less(fraction, drain), less(whole)),
                    (put(fraction, 0), put(empty, 1)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that drains a gauge of whole points {w} and 256ths {f} by {d} 256ths. If the fraction is enough it is taken from there; if not, one is borrowed from the whole points; if these are 0 as well, the fraction becomes 0 and {e} 1. Otherwise {e} is 0.",
        f"({w}.{f}) -= {d}/256, floor at 0; {e} = 1 if it would have gone below 0, else 0.",
        f"t = byte[{w}] * 256 + byte[{f}] - byte[{d}]; t < 0 ? (t = 0, e = 1) : e = 0; store t back to {w} (high) and {f} (low), e to {e}.",
        f"Oxygen is {w} bubbles and {f} parts of 256 of the next. Each frame uses {d} parts. Take them, breaking into a new bubble when needed; when there isn't enough of anything left he has none at all, and {e} gets 1, which is 0 as long as he can breathe.",
    )


def four_twelve_packed(draw: Drawer) -> Made:
    place, step = draw.variable(16), draw.variable(16)
    screen, offset = draw.variable(8), draw.variable(16)
    p, d, s, o = addresses(place, step, screen, offset)
    program = (
        more(place, step),
        put(screen, part(place, 12, 4)),
        put(offset, Shifted(masked(place, 0x0FFF), "right", 4)),
    )
    return program, (
        f"Write a routine that adds the word {d} to the position word {p} (wrapping) and splits the result: its top 4 bits are the screen (to the byte {s}), the middle 8 bits the pixel in it (to the word {o}, high byte 0), the low 4 bits a fraction that is just kept in {p}.",
        f"word {p} += word {d}; screen byte {s} = bits 12-15; pixel word {o} = bits 4-11.",
        f"word[{p}] += word[{d}]; byte[{s}] = word[{p}] >> 12; word[{o}] = (word[{p}] & $0FFF) >> 4.",
        f"Positions of my racer are 16 bits: sixteen screens of 256 pixels of sixteen parts. Move the car ({p}) by {d} and tell me which screen it is on now ({s}) and at which pixel of it ({o}; two bytes, please, the upper one clear).",
    )


def blend_by_signed_distance(draw: Drawer) -> Made:
    now, goal, arrived = draw.variable(16), draw.variable(16), draw.variable(8)
    n, g, a = addresses(now, goal, arrived)
    shift = draw.one(2, 3, 4)
    gap = Algorithms(draw).own("gap", 16)
    program = (
        put(gap, Shifted(minus(goal, now), "signed right", shift)),
        If(
            check(gap, "==", 0),
            (put(now, goal), put(arrived, 1)),
            (more(now, gap), put(arrived, 0)),
        ),
    )
    return program, (
        f"Write a routine that eases the word {n} to the word {g}: d = their signed difference ({g} - {n}) shifted right arithmetically by {shift}. If d is 0, {n} becomes {g} and {a} 1; otherwise d is added to {n} and {a} becomes 0.",
        f"d = (s16)(word {g} - word {n}) >> {shift} (asr); d == 0 ? (snap to {g}, {a} = 1) : ({n} += d, {a} = 0).",
        f"d = floor(int16(word[{g}] - word[{n}]) / {1 << shift}); word[{n}] = d ? word[{n}] + d : word[{g}]; byte[{a}] = d == 0.",
        f"A menu glides to its place: each frame 1/{1 << shift} of what's missing (signed, rounded down, so from the right it still moves by at least one), and once that part is nothing it jumps there. {n} is where it is, {g} where it shall be, words both; {a} is 1 in the frame of the jump, else 0.",
    )


def average_speed_updated(draw: Drawer) -> Made:
    mean, sample, fast = draw.variable(16), draw.variable(8), draw.variable(8)
    m, s, f = addresses(mean, sample, fast)
    shift = draw.one(2, 3, 4)
    limit = draw.rng.randrange(0x20, 0xC0)
    program = (
        more(mean, Shifted(minus(Shifted(Widened(Read(sample)), "left", 7), mean), "signed right", shift)),
        put(fast, either(check(Half(Read(mean), True), ">=", limit >> 1), 1, 0)),
    )
    return program, (
        f"Write a routine that keeps a running mean in the word {m}: the signed difference of 128 times the byte {s} and the mean (16 bits) is shifted right arithmetically by {shift} and added to the mean. {f} becomes 1 if the mean's high byte is then ${limit >> 1:02X} or more (unsigned), else 0.",
        f"mean word {m} += (s16)(({s} << 7) - mean) >> {shift}; {f} = hi({m}) >= ${limit >> 1:02X}.",
        f"d = int16(byte[{s}] * 128 - word[{m}]); word[{m}] += floor(d / {1 << shift}); byte[{f}] = (word[{m}] >> 8) >= ${limit >> 1:02X}.",
        f"My tachometer is smoothed: it holds 128 times the speed in a word, {m}, and each frame takes on 1/{1 << shift} of how far the new speed {s} (times 128) is from it, with sign, by an arithmetic shift. The red lamp {f} is 1 while the word's upper byte is at ${limit >> 1:02X} or above and 0 below.",
    )


def clock_hand_fraction(draw: Drawer) -> Made:
    angle, turns, speed = draw.variable(16), draw.variable(8), draw.variable(16, signed=True)
    a, t, s = addresses(angle, turns, speed)
    before = Algorithms(draw).own("before", 16)
    program = (
        put(before, angle),
        more(angle, speed),
        If(
            Bits(Read(speed), 0x8000, "any"),
            (when(check(angle, ">", before), less(turns)),),
            (when(check(angle, "<", before), more(turns)),),
        ),
    )
    return program, (
        f"Write a routine that turns a wheel: the signed word {s} is added to the angle word {a} (65536 is a full turn). Passing 0 upwards (a positive speed wrapped) adds 1 to the turns {t}; passing it downwards (a negative speed wrapped) takes 1 away; 8 bits.",
        f"word {a} += s16 {s}; turns byte {t} +1 on wrap above $FFFF, -1 on wrap below 0.",
        f"p = byte[{t}] << 16 | word[{a}]; p += (s16)word[{s}]; back to {t} and {a}, modulo 2^24.",
        f"The winch turns by {s} a frame, either way (signed word; $10000 would be once around). Its angle is {a}, and {t} counts how often it went round: one more forwards, one less backwards. Please do a frame.",
    )


RECIPES = (
    both_axes_with_fractions,
    brake_to_rest,
    accelerate_with_limit,
    fixed_to_pixels_rounded,
    lerp_of_words_by_quarters,
    sloped_speed,
    fraction_borrow_down,
    four_twelve_packed,
    blend_by_signed_distance,
    average_speed_updated,
    clock_hand_fraction,
)
