"""Where things are: distances, edges, grids, scrolling and speeds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Either,
    Expression,
    Field,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Scaled,
    Set,
    Shifted,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def steps_apart(draw: Drawer) -> Made:
    x1, x2, y1, y2 = (draw.variable(8) for _ in range(4))
    result = draw.variable(16)
    across, down = Binary("distance", Read(x1), Read(x2)), Binary("distance", Read(y1), Read(y2))
    return (Set(result, Binary("add", Widened(across), Widened(down))),), (
        f"Write a routine for the taxicab distance of two points: |x1 - x2| + |y1 - y2| as a word at {result.address}; x1 = {x1.address}, y1 = {y1.address}, x2 = {x2.address}, y2 = {y2.address}, unsigned bytes.",
        f"How far apart are two sprites, counted in steps along the axes? Bytes: first x {x1.address}, y {y1.address}; second x {x2.address}, y {y2.address}. 16-bit answer to {result.address}.",
        f"word[{result.address}] = abs(byte[{x1.address}] - byte[{x2.address}]) + abs(byte[{y1.address}] - byte[{y2.address}]).",
        f"My guard walks only up, down, left and right. Steps from ({x1.address}, {y1.address}) to ({x2.address}, {y2.address}), unsigned coordinates of one byte, go to {result.address} (two bytes).",
    )


def larger_gap(draw: Drawer) -> Made:
    x1, x2, y1, y2, result = (draw.variable(8) for _ in range(5))
    across, down = Binary("distance", Read(x1), Read(x2)), Binary("distance", Read(y1), Read(y2))
    least = draw.maybe(0.3)
    return (Set(result, Binary("min" if least else "max", across, down)),), (
        f"Write a routine that stores the {'smaller' if least else 'larger'} of the two distances |{x1.address} - {x2.address}| and |{y1.address} - {y2.address}| (unsigned bytes) at {result.address}.",
        f"How do I get the {'minimum' if least else 'maximum'} of the horizontal and the vertical distance? x: bytes {x1.address}, {x2.address}; y: bytes {y1.address}, {y2.address}; result {result.address}.",
        f"byte[{result.address}] = {'min' if least else 'max'}(|byte[{x1.address}] - byte[{x2.address}]|, |byte[{y1.address}] - byte[{y2.address}]|).",
        f"A king's move counts the {'shorter' if least else 'longer'} way of the two axes. Put it into {result.address}; positions are ({x1.address}, {y1.address}) and ({x2.address}, {y2.address}).",
    )


def is_near(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    kind = "byte" if width == 8 else "word"
    one, other = draw.variable(width), draw.variable(width)
    reach = draw.rng.randrange(4, 60)
    near = Compared("<" if draw.maybe(0.5) else "<=", Binary("distance", Read(one), Read(other)), Number(reach, width))
    limit = f"less than {reach}" if near.relation == "<" else f"at most {reach}"
    return (Report(near),), (
        f"Write a routine that tells whether two positions ({kind}s {one.address} and {other.address}, unsigned) are {limit} apart: carry set if so, else clear.",
        f"How do I check that the hero is close? {kind.capitalize()} {one.address} and {kind} {other.address}; close means a difference of {limit}, either way round. Carry = close.",
        f"carry = |{kind}[{one.address}] - {kind}[{other.address}]| {near.relation} {reach}, unsigned.",
        f"The chest reacts when its position {other.address} and Link's {one.address} ({width} bits each) differ by {limit}. Return that in the carry.",
    )


def wrap_around(draw: Drawer) -> Made:
    place = draw.variable(16)
    width = draw.one(256, 320, 512, 640, draw.rng.randrange(200, 1000))
    program = (
        If(
            Compared(">=", Read(place), Number(width, 16)),
            (Set(place, Binary("subtract", Read(place), Number(width, 16))),),
        ),
    )
    return program, (
        f"Write a routine that wraps a position once: if the word {place.address} is {width} or more (unsigned), subtract {width}.",
        f"How do I bring a 16-bit coordinate ({place.address}) back into a ring of {width} pixels? One subtraction is enough for me.",
        f"if word[{place.address}] >= {width}: word[{place.address}] -= {width}.",
        f"My map is a cylinder {width} pixels around. After each move, x (word at {place.address}) that has reached {width} starts over: take {width} off, once.",
    )


def keep_on_screen(draw: Drawer) -> Made:
    place = draw.variable(16)
    low = draw.rng.randrange(4, 40)
    high = low + draw.rng.randrange(100, 400)
    value = Chosen(
        Compared("<", Read(place), Number(low, 16)),
        Number(low, 16),
        Chosen(Compared(">", Read(place), Number(high, 16)), Number(high, 16), Read(place)),
    )
    return (Set(place, value),), (
        f"Write a routine that keeps the word at {place.address} on the screen: below {low} it becomes {low}, above {high} it becomes {high} (unsigned).",
        f"How do I hold a 16-bit coordinate ({place.address}) within {low} and {high}, ends included?",
        f"word[{place.address}] = clip(word[{place.address}], {low}, {high}), unsigned.",
        f"The cursor at {place.address} (two bytes) may not leave the window from {low} to {high}: push it back to the border that it crossed.",
    )


def tile_of_pixel(draw: Drawer) -> Made:
    pixel, tile = draw.variable(16), draw.variable(16)
    size = draw.one(3, 4, 5, 6)
    if draw.maybe(0.4):
        offset = draw.rng.randrange(1, 30)
        value: Expression = Shifted(Binary("add", Read(pixel), Number(offset, 16)), "right", size)
        plus, words = f" + {offset}", f" after adding {offset}"
    else:
        value, plus, words = Shifted(Read(pixel), "right", size), "", ""
    return (Set(tile, value),), (
        f"Write a routine that converts a pixel position (word {pixel.address}){words} into a tile number: divide by {1 << size}, drop the rest, store the word at {tile.address}.",
        f"Which tile of {1 << size} pixels is under a coordinate? Pixels: word {pixel.address}{words}; tile column: word {tile.address}.",
        f"word[{tile.address}] = (word[{pixel.address}]{plus}) / {1 << size}, unsigned, integer part.",
        f"Blocks in my engine are {1 << size} pixels wide. I have x at {pixel.address} and want the column{words} at {tile.address}, 16 bits both.",
    )


def snap_to_grid(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    kind = "byte" if width == 8 else "word"
    place, size = draw.variable(width), draw.one(2, 3, 4, 5)
    kept = (1 << width) - (1 << size)
    up = draw.maybe(0.35)
    inner: Expression = Binary("add", Read(place), Number((1 << size) - 1, width)) if up else Read(place)
    way = "up" if up else "down"
    return (Set(place, Binary("and", inner, Number(kept, width))),), (
        f"Write a routine that aligns the {kind} at {place.address} {way} to a multiple of {1 << size}{' (it may wrap to 0)' if up else ''}.",
        f"How do I round a {width}-bit position ({place.address}) {way} to the {1 << size}-pixel grid?{' Beyond the last multiple it wraps to 0.' if up else ''}",
        f"{kind}[{place.address}] = ({kind}[{place.address}]{f' + {(1 << size) - 1}' if up else ''}) & ${kept:0{width // 4}X}.",
        f"Placed blocks must snap: {place.address} ({kind}) goes {way} to the {'next' if up else 'last'} multiple of {1 << size}, and stays where it is one.{' Overflow wraps.' if up else ''}",
    )


def place_in_tile(draw: Drawer) -> Made:
    pixel, inside = draw.variable(8), draw.variable(8)
    bits = draw.one(3, 4, 5)
    return (Set(inside, Field(Read(pixel), 0, bits)),), (
        f"Write a routine that stores at {inside.address} where within its {1 << bits}-pixel tile the coordinate {pixel.address} lies (bytes).",
        f"How do I get a coordinate ({pixel.address}) modulo {1 << bits} into {inside.address}?",
        f"byte[{inside.address}] = byte[{pixel.address}] % {1 << bits}.",
        f"For fine scrolling I need the low {bits} bits of {pixel.address} alone, in {inside.address}.",
    )


def map_offset(draw: Drawer) -> Made:
    row, column, offset = draw.variable(8), draw.variable(8), draw.variable(16)
    width = draw.one(10, 12, 20, 24, 32, 40, 64, 128)
    value = Binary("add", Scaled(Widened(Read(row)), width), Widened(Read(column)))
    return (Set(offset, value),), (
        f"Write a routine that turns row ({row.address}) and column ({column.address}), one byte each, into an offset in a map of {width} columns: row * {width} + column as a word at {offset.address}.",
        f"How do I address a cell of a {width}-wide map? Row byte {row.address}, column byte {column.address}, 16-bit offset to {offset.address}; rows follow each other.",
        f"word[{offset.address}] = {width} * byte[{row.address}] + byte[{column.address}].",
        f"My puzzle board has {width} fields a line. Given the line {row.address} and the field in it {column.address} (bytes), compute the running number into {offset.address} (word).",
    )


def area(draw: Drawer) -> Made:
    width, height, result = draw.variable(8), draw.variable(8), draw.variable(16)
    return (Set(result, Product(Read(width), Read(height))),), (
        f"Write a routine that computes the area of a rectangle: bytes {width.address} times {height.address}, word to {result.address}.",
        f"How many cells has a room of {width.address} by {height.address} (bytes)? 16-bit result at {result.address}.",
        f"word[{result.address}] = byte[{width.address}] * byte[{height.address}], unsigned.",
        f"The painter is paid by the tile. Width {width.address} and height {height.address} are one byte each; the number of tiles belongs at {result.address}, two bytes.",
    )


def stop_at_wall(draw: Drawer) -> Made:
    speed, wall = draw.variable(16, below=0x100), draw.variable(16, below=0x8000)
    place = draw.variable(16, below=0x8000)
    moved = Binary("add", Read(place), Read(speed))
    return (Set(place, Binary("min", moved, Read(wall))),), (
        f"Write a routine that moves to the right up to a wall: add the speed (word {speed.address}, below 256) to x (word {place.address}, below 32768), but do not pass the wall (word {wall.address}, below 32768): then x becomes the wall's place.",
        f"How do I move x at {place.address} by {speed.address} and stop at {wall.address}? Words; x and the wall are below $8000, the speed below $100. Being beyond the wall already also ends at the wall.",
        f"word[{place.address}] = min(word[{place.address}] + word[{speed.address}], word[{wall.address}]); x, wall < $8000, speed < $100.",
        f"The minecart at {place.address} rolls {speed.address} pixels a call until it hits the buffer at {wall.address}. All 16 bits, positions under 32768, speed under 256. It never stands behind the buffer afterwards.",
    )


def slow_down(draw: Drawer) -> Made:
    speed = draw.variable(16)
    shift = draw.rng.randrange(1, 5)
    rest = Binary("subtract", Read(speed), Shifted(Read(speed), "signed right", shift))
    return (Set(speed, rest),), (
        f"Write a routine for friction: take 1/{1 << shift} of the signed speed (word {speed.address}) away from it; the part is an arithmetic shift right by {shift}.",
        f"How do I let a signed 16-bit speed at {speed.address} fade by a {1 << shift}th? speed -= speed >> {shift}, the shift keeping the sign.",
        f"word[{speed.address}] -= asr(word[{speed.address}], {shift}).",
        f"Ice slows the block: its two's-complement velocity at {speed.address} (two bytes) loses itself shifted right {shift} times with sign.",
    )


def mirror_position(draw: Drawer) -> Made:
    place, size = draw.variable(8), draw.rng.randrange(16, 256)
    return (Set(place, Binary("subtract", Number(size), Read(place))),), (
        f"Write a routine that mirrors the byte {place.address} within {size}: the new value is {size} minus the old one (modulo 256).",
        f"How do I reflect a coordinate at {place.address} about the middle of {size} pixels? New = {size} - old, one byte, wrapping.",
        f"byte[{place.address}] = {size} - byte[{place.address}].",
        f"When the room is flipped, {place.address} becomes {size} - {place.address}, 8 bits.",
    )


def inside_window(draw: Drawer) -> Made:
    x, y = draw.variable(8), draw.variable(8)
    left, top = draw.rng.randrange(0, 120), draw.rng.randrange(0, 120)
    right, bottom = left + draw.rng.randrange(10, 100), top + draw.rng.randrange(10, 100)
    outside = Either(
        Either(Compared("<", Read(x), Number(left)), Compared(">", Read(x), Number(right)))
        if left
        else Compared(">", Read(x), Number(right)),
        Either(Compared("<", Read(y), Number(top)), Compared(">", Read(y), Number(bottom)))
        if top
        else Compared(">", Read(y), Number(bottom)),
    )
    return (Report(outside),), (
        f"Write a routine that sets the carry if a point is outside of a window: x ({x.address}) must be {left} to {right} and y ({y.address}) {top} to {bottom}, ends included, unsigned bytes. Inside: carry clear.",
        f"How do I test for leaving the box {left}..{right} by {top}..{bottom}? x byte {x.address}, y byte {y.address}; carry set = outside.",
        f"carry = not ({left} <= byte[{x.address}] <= {right} and {top} <= byte[{y.address}] <= {bottom}).",
        f"Clicks outside of my button count as cancel (carry set). The button covers columns {left} to {right} and lines {top} to {bottom}, both ends included; the cursor is at ({x.address}, {y.address}).",
    )


def sign_of_speed(draw: Drawer) -> Made:
    speed, result = draw.variable(8), draw.variable(8)
    plus, minus = draw.one((1, 0xFF), (2, 1), (0x10, 0x20), (4, 8))
    value = Chosen(
        Compared("==", Read(speed), Number(0)),
        Number(0),
        Chosen(Compared("<", Read(speed), Number(0), signed=True), Number(minus), Number(plus)),
    )
    return (Set(result, value),), (
        f"Write a routine that stores the sign of the speed at {speed.address} (signed byte) in {result.address}: ${plus:02X} when it is positive, ${minus:02X} when negative, 0 when it is 0.",
        f"How do I find out which way something moves? Signed byte {speed.address}. {result.address} = 0 for rest, ${plus:02X} for forward (> 0), ${minus:02X} for backward (< 0).",
        f"byte[{result.address}] = v == 0 ? 0 : v < 0 ? ${minus:02X} : ${plus:02X}, v = signed byte[{speed.address}].",
        f"The sprite looks where it goes: {result.address} is 0 if its {speed.address} is zero, ${minus:02X} if that is negative in two's complement, else ${plus:02X}.",
    )


def halves(draw: Drawer) -> Made:
    one, other, middle = draw.variable(16), draw.variable(16), draw.variable(16)
    camera = Binary("average", Read(one), Read(other))
    if draw.maybe(0.4):
        half = draw.rng.randrange(16, 160)
        value: Expression = Binary("subtract", camera, Number(half, 16))
        words, formula = f", minus {half}", f" - {half}"
    else:
        value, words, formula = camera, "", ""
    return (Set(middle, value),), (
        f"Write a routine that centres between two players: the mean of the words {one.address} and {other.address}, rounded down{words}, to the word {middle.address}. The sum may need 17 bits.",
        f"How do I place a camera ({middle.address}) half-way between {one.address} and {other.address}{words}? Unsigned words, no overflow in the sum.",
        f"word[{middle.address}] = ((word[{one.address}] + word[{other.address}]) >> 1){formula}, sum of 17 bits, result 16.",
        f"Both heroes should be in view: {middle.address} := midpoint of {one.address} and {other.address} (16-bit, fraction dropped){words}.",
    )


def scaled_down(draw: Drawer) -> Made:
    value, result, by = draw.variable(16), draw.variable(16), draw.one(3, 5, 6, 7, 10, 12, 15, 20, 25, 60, 100)
    rest = draw.maybe(0.45)
    words = "remainder" if rest else "quotient, rounded down,"
    return (Set(result, Quotient(Read(value), Number(by), rest)),), (
        f"Write a routine that divides the word {value.address} by {by} and stores the {words} as a word at {result.address}.",
        f"How do I {'get what is left of' if rest else 'split'} a 16-bit number ({value.address}) {'after dividing by' if rest else 'into parts of'} {by}? {'Remainder' if rest else 'Number of full parts'}: word {result.address}.",
        f"word[{result.address}] = word[{value.address}] {'%' if rest else '/'} {by}.",
        f"{value.address} (two bytes) counts frames; a beat has {by}. I want {'the frames since the last full beat' if rest else 'the number of full beats'} in {result.address} (two bytes).",
    )


def both_below(draw: Drawer) -> Made:
    x, y, flags = draw.variable(8), draw.variable(8), draw.variable(8)
    right, bottom = draw.rng.randrange(30, 240), draw.rng.randrange(30, 240)
    bit = 1 << draw.rng.randrange(8)
    corner = Both(Compared("<", Read(x), Number(right)), Compared("<", Read(y), Number(bottom)))
    program = (
        If(
            corner,
            (Set(flags, Binary("or", Read(flags), Number(bit))),),
            (Set(flags, Binary("and", Read(flags), Number(0xFF - bit))),),
        ),
    )
    return program, (
        f"Write a routine that marks whether a point is in the corner: bit mask ${bit:02X} of {flags.address} is set if {x.address} < {right} and {y.address} < {bottom} (unsigned bytes), cleared if not.",
        f"How do I keep a flag up to date? ${bit:02X} in {flags.address} should be on exactly while x ({x.address}) is under {right} and y ({y.address}) under {bottom}.",
        f"if byte[{x.address}] < {right} && byte[{y.address}] < {bottom}: byte[{flags.address}] |= ${bit:02X}, else byte[{flags.address}] &= ${0xFF - bit:02X}.",
        f"Standing in the shade (x less than {right}, y less than {bottom}; {x.address}, {y.address}) turns on ${bit:02X} in the status byte {flags.address}; in the sun it goes off. The other bits stay.",
    )


def opposite(draw: Drawer) -> Made:
    speed = draw.variable(draw.one(8, 16))
    kind = "byte" if speed.width == 8 else "word"
    touch, mask = draw.variable(8), 1 << draw.rng.randrange(8)
    turn = If(Bits(Read(touch), mask, "any"), (Set(speed, Unary("negate", Read(speed))),))
    return (turn,), (
        f"Write a routine that turns a speed round: if the contact byte {touch.address} has ${mask:02X} set, the {kind} {speed.address} is negated.",
        f"How do I reverse a velocity ({kind} {speed.address}) on contact? Contact is mask ${mask:02X} in {touch.address}; otherwise leave it.",
        f"if byte[{touch.address}] & ${mask:02X}: {kind}[{speed.address}] = -{kind}[{speed.address}].",
        f"My ball's speed at {speed.address} ({speed.width} bits, two's complement) changes its sign when {touch.address} reports the wall in bit mask ${mask:02X}.",
    )


RECIPES = (
    steps_apart,
    larger_gap,
    is_near,
    wrap_around,
    keep_on_screen,
    tile_of_pixel,
    snap_to_grid,
    place_in_tile,
    map_offset,
    area,
    stop_at_wall,
    slow_down,
    mirror_position,
    inside_window,
    sign_of_speed,
    halves,
    scaled_down,
    both_below,
    opposite,
)
