"""The plane: distances, boxes, overlaps, turning, octants, lines, scaling, centres, paths."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Half,
    Here,
    If,
    Number,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Statement,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Relation,
    at,
    check,
    either,
    joined,
    less,
    minus,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def manhattan(draw: Drawer) -> Made:
    x1, y1, x2, y2 = (draw.variable(8) for _ in range(4))
    result = draw.variable(16)
    king = draw.maybe(0.4)
    across, down = Binary("distance", Read(x1), Read(x2)), Binary("distance", Read(y1), Read(y2))
    if king:
        program = (put(result, Widened(Binary("max", across, down))),)
    else:
        program = (put(result, plus(Widened(across), Widened(down))),)
    name = (
        "larger of the two differences in x and y (as a chess king walks)"
        if king
        else "sum of the differences in x and y (walking along the axes)"
    )
    sign = "max(|x1 - x2|, |y1 - y2|)" if king else "|x1 - x2| + |y1 - y2|"
    return program, (
        f"Write a routine that measures the distance of two points as the {name}. One is at x {x1.address}, y {y1.address}, the other at x {x2.address}, y {y2.address} (unsigned bytes). Result: word {result.address}.",
        f"How do I compute a {'Chebyshev' if king else 'Manhattan'} distance? x1 {x1.address}, y1 {y1.address}, x2 {x2.address}, y2 {y2.address}, bytes; {sign} to word {result.address}.",
        f"word[{result.address}] = {sign}; x1 = byte[{x1.address}], y1 = byte[{y1.address}], x2 = byte[{x2.address}], y2 = byte[{y2.address}].",
        f"A piece stands in column {x1.address}, row {y1.address}, and its prey in column {x2.address}, row {y2.address}. It moves one field at a time, {'also diagonally' if king else 'never diagonally'}. How many moves is it away? Put the number into {result.address}, two bytes.",
    )


def rough_distance(draw: Drawer) -> Made:
    across, down, result = draw.variable(8), draw.variable(8), draw.variable(16)
    shift = draw.one(1, 1, 2)
    own = Algorithms(draw).own
    low, high = own("shorter"), own("longer")
    program = (
        put(low, Binary("min", Read(across), Read(down))),
        put(high, Binary("max", Read(across), Read(down))),
        put(result, plus(Widened(Read(high)), Widened(Shifted(Read(low), "right", shift)))),
    )
    part = "half" if shift == 1 else "a quarter of"
    return program, (
        f"Write a routine that estimates a distance from its parts: the larger of the bytes {across.address} and {down.address} plus {part} the smaller one (rounded down), as a word at {result.address}.",
        f"How do I approximate sqrt(dx^2 + dy^2) cheaply? dx {across.address}, dy {down.address} (magnitudes, bytes); max + (min >> {shift}), 16-bit, to {result.address}.",
        f"word[{result.address}] = max(a, b) + (min(a, b) >> {shift}); a = byte[{across.address}], b = byte[{down.address}].",
        f"As the crow flies, more or less: {across.address} is how far east, {down.address} how far north the tower is. Take the longer way and add {part} the shorter, dropping fractions; {result.address} (word) gets it.",
    )


def point_in_box(draw: Drawer) -> Made:
    x, y, left, top = (draw.variable(8) for _ in range(4))
    wide, high = draw.rng.randrange(8, 64), draw.rng.randrange(8, 64)
    answer = draw.variable(8)
    inside = Both(check(minus(x, left), "<", wide), check(minus(y, top), "<", high))
    return (put(answer, either(inside, 1, 0)),), (
        f"Write a routine that tells whether the point x {x.address}, y {y.address} lies in a box {wide} wide and {high} high with its upper left corner at x {left.address}, y {top.address}: {answer.address} = 1 if (x - left) mod 256 is below {wide} and (y - top) mod 256 is below {high}, else 0.",
        f"How do I hit-test a {wide} x {high} rectangle with byte coordinates that wrap at 256? Point {x.address}/{y.address}, corner {left.address}/{top.address}; 8-bit differences, unsigned compare; 1/0 to {answer.address}.",
        f"byte[{answer.address}] = ((px - bx) & $FF) < {wide} && ((py - by) & $FF) < {high}; px = byte[{x.address}], py = byte[{y.address}], bx = byte[{left.address}], by = byte[{top.address}].",
        f"Is the mouse on the button? Mouse {x.address}, {y.address}; the button's corner {left.address}, {top.address}; its size {wide} by {high} pixels; the screen is a torus of 256 by 256. {answer.address} = 1 on it, 0 beside it.",
    )


def boxes_overlap(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, other = draw.variable(width, below=(1 << width - 1)), draw.variable(width, below=(1 << width - 1))
    length, other_length = draw.variable(width, below=64), draw.variable(width, below=64)
    answer = draw.variable(8)
    touch = draw.maybe(0.4)
    sign: Relation = "<=" if touch else "<"
    test = Both(check(one, sign, plus(other, other_length)), check(other, sign, plus(one, length)))
    edge = "touching counts" if touch else "touching doesn't count"
    top = f"${1 << width - 1:X}"
    return (put(answer, either(test, 1, 0)),), (
        f"Write a routine that checks whether two stretches of a line overlap ({edge}): one begins at {one.address} and is {length.address} long, the other begins at {other.address} and is {other_length.address} long ({width}-bit numbers; beginnings below {top}, lengths below 64). They do if each begins {'at or before' if touch else 'before'} the other's beginning + length. {answer.address} = 1 or 0.",
        f"How do I test intervals for overlap? [a, a + la), [b, b + lb): a {one.address}, la {length.address}, b {other.address}, lb {other_length.address}, {size(one)}s, a, b < {top}, la, lb < 64. a {sign} b + lb and b {sign} a + la -> byte {answer.address}, 1/0.",
        f"byte[{answer.address}] = a {sign} b + m && b {sign} a + l ? 1 : 0; a = {size(one)}[{one.address}], l = {size(one)}[{length.address}], b = {size(one)}[{other.address}], m = {size(one)}[{other_length.address}]; a, b < {top}; l, m < 64.",
        f"Two rafts drift on a river: their sterns are at {one.address} and {other.address}, they are {length.address} and {other_length.address} long, in that order ({size(one)}s; sterns under {top}, lengths under 64). Do they bump into each other? {edge.capitalize()}; that is, each one's stern must be {'at or before' if touch else 'before'} the other's bow (stern + length). Write 1 or 0 to {answer.address}.",
    )


def common_part(draw: Drawer) -> Made:
    start1, end1, start2, end2 = (draw.variable(8) for _ in range(4))
    length = draw.variable(8)
    own = Algorithms(draw).own
    start, end = own("start"), own("end")
    program = (
        put(start, Binary("max", Read(start1), Read(start2))),
        put(end, Binary("min", Read(end1), Read(end2))),
        put(length, either(check(end, ">", start), minus(end, start), 0)),
    )
    return program, (
        f"Write a routine that measures how much two intervals have in common: from {start1.address} to {end1.address} and from {start2.address} to {end2.address} (bytes). The smaller end minus the greater start goes to {length.address}, 0 if that isn't positive.",
        f"How do I get the length of an intersection? [{start1.address}, {end1.address}) and [{start2.address}, {end2.address}), unsigned bytes. max(0, min(ends) - max(starts)) to {length.address}.",
        f"byte[{length.address}] = max(0, min(e1, e2) - max(s1, s2)); s1 = byte[{start1.address}], e1 = byte[{end1.address}], s2 = byte[{start2.address}], e2 = byte[{end2.address}].",
        f"The shop is open from hour {start1.address} to {end1.address}, I have time from {start2.address} to {end2.address}. For how long can I shop? Hours to {length.address}, 0 when it doesn't work out (also if an end lies before its start).",
    )


def turn_vector(draw: Drawer) -> Made:
    x, y = draw.variable(8, signed=True), draw.variable(8, signed=True)
    left = draw.maybe(0.5)
    held = Algorithms(draw).own("held")
    if left:
        program = (put(held, x), put(x, y), put(y, Unary("negate", Read(held))))
        formula, way = "(x, y) -> (y, -x)", "counterclockwise"
    else:
        program = (put(held, x), put(x, Unary("negate", Read(y))), put(y, held))
        formula, way = "(x, y) -> (-y, x)", "clockwise"
    return program, (
        f"Write a routine that turns a velocity by 90 degrees {way} on a screen whose y grows downwards, {formula}: x is the signed byte {x.address}, y the signed byte {y.address}, -128 keeps its bits when negated.",
        f"How do I rotate a direction a quarter turn? x {x.address}, y {y.address}, two's complement bytes, in place: {formula}.",
        f"x, y = {'y, -x' if left else '-y, x'}; x = int8[{x.address}], y = int8[{y.address}] (mod 256).",
        f"A ball hits a revolving door and leaves to its {'left' if left else 'right'}: its speed {x.address} (rightwards) and {y.address} (downwards), signed bytes, becomes {'y and -x' if left else '-y and x'} of what it was, in this order.",
    )


def octant(draw: Drawer) -> Made:
    x, y, result = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    own = Algorithms(draw).own
    across, down = own("across"), own("down")
    values = draw.one((1, 2, 4), (4, 2, 1), (1, 4, 2))
    program = (
        put(result, 0),
        put(across, Unary("magnitude", Read(x))),
        put(down, Unary("magnitude", Read(y))),
        when(check(x, "<", 0, signed=True), put(result, joined(result, values[0]))),
        when(check(y, "<", 0, signed=True), put(result, joined(result, values[1]))),
        when(check(down, ">", across), put(result, joined(result, values[2]))),
    )
    return program, (
        f"Write a routine that finds the octant of the signed vector x {x.address}, y {y.address}: {result.address} is the sum of {values[0]} if x is negative, {values[1]} if y is negative and {values[2]} if |y| is greater than |x| (unsigned; |-128| is 128).",
        f"How do I classify a direction into 8 sectors? dx {x.address}, dy {y.address}, two's complement bytes. Bits of byte {result.address}: {values[0]} = dx < 0, {values[1]} = dy < 0, {values[2]} = |dy| > |dx|.",
        f"byte[{result.address}] = (x < 0 ? {values[0]} : 0) | (y < 0 ? {values[1]} : 0) | (|y| > |x| ? {values[2]} : 0); x = int8[{x.address}], y = int8[{y.address}].",
        f"Where does the boss look? His aim is {x.address} to the right and {y.address} down (signed bytes). My picture number {result.address} is put together: {values[0]} for leftwards, {values[1]} for upwards, {values[2]} for steeper than 45 degrees; 0 if nothing applies.",
    )


def line_step(draw: Drawer) -> Made:
    x, y, error, rise, run = (draw.variable(8) for _ in range(5))
    up = draw.maybe(0.4)
    program = (
        more(x),
        If(
            check(error, "<", rise),
            (more(error, minus(run, rise)), (less if up else more)(y)),
            (less(error, rise),),
        ),
    )
    verb, sign = ("lower", "-") if up else ("raise", "+")
    return program, (
        f"Write a routine for one step of Bresenham's line: raise {x.address} by 1. If the error {error.address} is below the rise {rise.address}, {verb} {y.address} by 1 and add {run.address} - {rise.address} to the error; otherwise subtract the rise from the error. All bytes, wrapping, unsigned.",
        f"How do I draw a line incrementally? x {x.address}, y {y.address}, err {error.address}, dy {rise.address}, dx {run.address}. ++x; err < dy ? (y {sign}= 1, err += dx - dy) : err -= dy. 8-bit arithmetic.",
        f"++x; if e < d: y = y {sign} 1, e = (e + r - d) & $FF; else e -= d. x = byte[{x.address}], y = byte[{y.address}], e = byte[{error.address}], d = byte[{rise.address}], r = byte[{run.address}].",
        f"The laser goes right a pixel each call ({x.address}) and sometimes {'up' if up else 'down'} one ({y.address}). A store {error.address} decides: holds it less than {rise.address}, the beam moves {'up' if up else 'down'} and the store gains {run.address} minus {rise.address}; else the store only loses {rise.address}. Bytes that wrap.",
    )


def scale_to_percent(draw: Drawer) -> Made:
    x, result = draw.variable(8), draw.variable(8)
    up, down = draw.one((3, 4), (5, 8), (3, 2), (7, 8), (5, 4), (9, 16), (4, 3), (2, 3))
    power = down & (down - 1) == 0
    total = Algorithms(draw).own("total", 16)
    divided = Shifted(Read(total), "right", down.bit_length() - 1) if power else Quotient(Read(total), Number(down))
    program = (
        put(total, Scaled(Widened(Read(x)), up)),
        put(total, divided),
        put(
            result,
            either(check(total, ">", 255), 255, Half(Read(total), high=False))
            if up > down
            else Half(Read(total), high=False),
        ),
    )
    cap = ", at most 255" if up > down else ""
    return program, (
        f"Write a routine that scales the byte {x.address} by {up}/{down}, rounded down{cap}, into {result.address}.",
        f"How do I multiply a coordinate by {up}/{down}? Byte {x.address} * {up} / {down}, 16 bits in between{cap}; byte {result.address}.",
        f"byte[{result.address}] = {'min(255, ' if up > down else ''}byte[{x.address}] * {up} / {down}{')' if up > down else ''}, integer division.",
        f"My map is drawn at {up}:{down}. A place {x.address} pixels from the left is where on the map? Whole pixels, fractions dropped{', and 255 if it would be further out' if up > down else ''}; to {result.address}.",
    )


def mirror_in_room(draw: Drawer) -> Made:
    x, width, result = draw.variable(8), draw.variable(8), draw.variable(8)
    object_ = draw.one(1, 8, 16, 32)
    program = (put(result, minus(minus(width, object_), x)),)
    return program, (
        f"Write a routine that mirrors a position in a room of byte[{width.address}] pixels: an object {object_} wide with its left edge at byte[{x.address}] gets its left edge at width - {object_} - x (modulo 256), stored at {result.address}.",
        f"How do I flip x in a room of variable width? Width {width.address}, x {x.address}, object width {object_}: byte {result.address} = width - {object_} - x, 8 bits.",
        f"byte[{result.address}] = (byte[{width.address}] - {object_} - byte[{x.address}]) & $FF.",
        f"The looking-glass room is {width.address} wide. My twin, {object_} pixel{'s' * (object_ > 1)} broad like me, stands where I'd stand seen from the right wall; I stand at {x.address}. His place goes to {result.address}; it may wrap.",
    )


def bounding_box(draw: Drawer) -> Made:
    xs, ys = draw.one(draw.slots, draw.records)(8, 8)
    left, right = draw.variable(8), draw.variable(8)
    top = draw.maybe(0.5)
    axis = ys if top else xs
    program = (
        put(left, 0xFF),
        put(right, 0),
        Each(
            (axis,),
            (
                put(left, Binary("min", Read(left), Read(Here(axis)))),
                put(right, Binary("max", Read(right), Read(Here(axis)))),
            ),
        ),
        less(right, left),
        more(right),
    )
    names = ("top", "height", "y") if top else ("left", "width", "x")
    return program, (
        f"Write a routine that finds the bounding box of points in {names[2]}: their coordinates are the {where(axis)}. The smallest goes to {left.address}, the extent (largest - smallest + 1, modulo 256) to {right.address}.",
        f"How do I get the {names[0]} edge and the {names[1]} of a group? {names[2]} of each member: {where(axis)}, unsigned. Edge = minimum -> {left.address}; {names[1]} = max - min + 1 (8 bits) -> {right.address}.",
        f"byte[{left.address}] = min(a); byte[{right.address}] = (max(a) - min(a) + 1) & $FF; a: {where(axis)}.",
        f"The camera should show all {axis.length} heroes, whose {names[2]} positions are the {where(axis)}. Where does the picture begin ({left.address}) and how many pixels does it span, both outermost ones included ({right.address}, a byte, 256 being 0)?",
    )


def center_of_group(draw: Drawer) -> Made:
    xs = draw.array(draw.one(8, 16), draw.one(2, 4, 8))
    width = xs.width
    center = draw.variable(width)
    shift = xs.length.bit_length() - 1
    if width == 8:
        total = Algorithms(draw).own("total", 16)
        program: tuple[Statement, ...] = (
            put(total, 0),
            Each((xs,), (more(total, Widened(Read(Here(xs)))),)),
            put(center, Half(Shifted(Read(total), "right", shift), high=False)),
        )
        rule = f"the sum taken in 16 bits, then divided by {xs.length} (rounded down)"
        formula = f"sum(a) >> {shift}"
    else:
        program = (
            put(center, 0),
            Each((xs,), (more(center, Shifted(Read(Here(xs)), "right", shift)),)),
        )
        rule = f"each divided by {xs.length} (rounded down) before it is added, so that nothing overflows"
        formula = f"sum(x >> {shift} for x in a)"
    return program, (
        f"Write a routine that finds the centre of {xs.length} positions, the {where(xs)}: their mean, {rule}, goes to the {size(center)} {center.address}.",
        f"How do I average {xs.length} coordinates? {where(xs)}; {rule}; {size(center)} {center.address}.",
        f"{size(center)}[{center.address}] = {formula}; a: {where(xs)}.",
        f"{xs.length} players share one camera. It looks at the middle of their x, the {where(xs)} ({rule}), in {center.address}, {size(center)}.",
    )


def path_length(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    total = draw.variable(16)
    own = Algorithms(draw).own
    last_x, last_y = own("last x"), own("last y")
    program = (
        put(total, 0),
        put(last_x, at(xs, 0)),
        put(last_y, at(ys, 0)),
        Each(
            (xs, ys),
            (
                more(total, Widened(Binary("distance", Read(Here(xs)), Read(last_x)))),
                more(total, Widened(Binary("distance", Read(Here(ys)), Read(last_y)))),
                put(last_x, Here(xs)),
                put(last_y, Here(ys)),
            ),
        ),
    )
    return program, (
        f"Write a routine that measures a path through {xs.length} points (x: the {where(xs)}; y: the {where(ys)}): the sum of |x difference| + |y difference| of each two successive points goes to the word {total.address}.",
        f"How do I add up Manhattan distances along a polyline? {xs.length} points, x bytes from {xs.address}, y bytes from {ys.address}; open path; 16-bit total at {total.address}.",
        f"word[{total.address}] = sum(|x[i] - x[i - 1]| + |y[i] - y[i - 1]| for 0 < i < {xs.length}); x = bytes at {xs.address}, y = bytes at {ys.address}.",
        f"The postman visits {xs.length} houses in order, along streets that run north-south and east-west. Columns are bytes at {xs.address}, rows at {ys.address}. How far does he walk from the first to the last? Two bytes, {total.address}.",
    )


def side_of_line(draw: Drawer) -> Made:
    x, y, answer = draw.variable(8), draw.variable(8), draw.variable(8)
    factor, base = draw.one(1, 2, 3), draw.rng.randrange(60)
    line = plus(Scaled(Widened(Read(x)), factor) if factor > 1 else Widened(Read(x)), base)
    height = Algorithms(draw).own("height", 16)
    program = (
        put(height, line),
        put(answer, 0),
        when(check(Widened(Read(y)), ">", height), put(answer, 1)),
        when(check(Widened(Read(y)), "<", height), put(answer, 0xFF)),
    )
    times = f"{factor} * x" if factor > 1 else "x"
    return program, (
        f"Write a routine that tells on which side of the line y = {times} + {base} the point x {x.address}, y {y.address} (bytes) lies: {answer.address} becomes 1 if its y is greater than the line's there, $FF if smaller, 0 on the line. The line's y needs 16 bits.",
        f"How do I compare a point with a slanted border? x {x.address}, y {y.address}, unsigned; border y = {times} + {base} (no 8-bit overflow). Byte {answer.address}: 1 beyond, $FF before, 0 on it.",
        f"b = {times} + {base}; byte[{answer.address}] = y > b ? 1 : y < b ? $FF : 0; x = byte[{x.address}], y = byte[{y.address}], b 16-bit.",
        f"The hill's slope is at height {times} + {base} above column x. The bird is at column {x.address}, height {y.address}. In the air (higher): 1, touching: 0, inside the rock (lower): $FF; to {answer.address}. Heights of the slope can exceed 255.",
    )


RECIPES = (
    manhattan,
    rough_distance,
    point_in_box,
    boxes_overlap,
    common_part,
    turn_vector,
    octant,
    line_step,
    scale_to_percent,
    mirror_in_room,
    bounding_box,
    center_of_group,
    path_length,
    side_of_line,
)
