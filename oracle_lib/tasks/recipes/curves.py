"""Curves: growth and decay, easing, waves, angles by table, interpolation over areas and along arcs."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Expression,
    Half,
    Here,
    If,
    Joined,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Shifted,
    Statement,
    Table,
    Unary,
    Variable,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    at,
    check,
    either,
    less,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    value,
    when,
    where,
)

SUBJECT = "multiplication and division"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def high(of: Value) -> Expression:
    return Half(value(of), high=True)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


_QUARTER = (0, 25, 49, 71, 90, 106, 117, 125, 127)
"""127 times the sine of 0 to 90 degrees in eight steps."""


def half_life(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    amount, time = draw.variable(width), draw.variable(8)
    period = draw.one(5, 10, 12, 20, 24, 30)
    result = draw.variable(width)
    own = Algorithms(draw).own
    rest, left = own("rest", width), own("time left")
    program = (
        put(rest, amount),
        put(left, time),
        While(check(left, ">=", period), (less(left, period), put(rest, shr(rest, 1)))),
        put(result, rest),
    )
    kind = size(amount)
    return program, (
        f"Write a routine that computes a radioactive remnant: the {kind} {amount.address} is halved, rounding down, once for each full {period} days in the byte {time.address}; what is left goes to the {kind} {result.address}.",
        f"How do I apply a half-life of {period}? {amount.address} ({kind}) >> ({time.address} / {period}) -> {result.address}; time is a byte, both inputs stay.",
        f"{kind}[{result.address}] = {kind}[{amount.address}] >> (byte[{time.address}] / {period}).",
        f"{result.address} = {amount.address} after t = {time.address}, half-life {period}, stepwise, {width} bits",
        f"Fame fades: every {period} days (complete ones only) people forget half, never leaving a fraction. From {amount.address} fame, {width} bits, {time.address} days ago, how much is there today? Write that to {result.address} and keep the rest of memory.",
    )


def bounty_doubles(draw: Drawer) -> Made:
    start, days, result = draw.variable(16), draw.variable(8), draw.variable(16)
    period, cap = draw.one(3, 5, 7, 10), draw.one(9999, 5000, 30000, 999)
    own = Algorithms(draw).own
    made, left = own("made", 16), own("days left")
    program = (
        put(made, start),
        put(left, days),
        While(
            Both(check(left, ">=", period), check(made, "<", cap)),
            (less(left, period), put(made, Saturating("add", Read(made), Read(made), cap))),
        ),
        when(check(made, ">", cap), put(made, cap)),
        put(result, made),
    )
    return program, (
        f"Write a routine that raises a bounty: the word {start.address} doubles for each full {period} days in the byte {days.address}, but it never exceeds {cap}, neither at first nor later. The result goes to {result.address}, the inputs stay.",
        f"How do I double a word every {period} units with a cap? {start.address} << ({days.address} / {period}), limited to {cap} (exact, no wrap) -> word {result.address}.",
        f"word[{result.address}] = min({cap}, word[{start.address}] * 2^(byte[{days.address}] / {period})), no overflow.",
        f"{result.address} = min({cap}, {start.address} x2 per full {period} of {days.address}), u16, days u8",
        f"A bandit at large gets more expensive: his price {start.address} (16-bit) is doubled after every {period} days of {days.address}, until it hits {cap}, the most the king can pay. Today's price to {result.address}.",
    )


def population_grows(draw: Drawer) -> Made:
    people, room = draw.variable(8), draw.rng.choice((60, 80, 100, 120, 200, 240))
    shift = draw.one(8, 9, 10)
    own = Algorithms(draw).own
    gain = own("gain", 16)
    program = (
        when(
            check(people, "<", room),
            put(gain, shr(Product(Read(people), minus(room, Read(people))), shift)),
            put(people, Binary("min", plus(people, low(gain)), Number(room))),
        ),
    )
    return program, (
        f"Write a routine for limited growth: while the population {people.address} is below {room}, it grows by population * ({room} - population) / {1 << shift}, rounded down, and not beyond {room}. At {room} or above nothing changes.",
        f"How do I do a logistic step? n = {people.address}; if n < {room}: n = min({room}, n + (n * ({room} - n) >> {shift})). Byte.",
        f"n = byte[{people.address}]; if n < {room}: byte[{people.address}] = min({room}, n + n * ({room} - n) / {1 << shift}).",
        f"logistic growth {people.address}: += n ({room} - n) / {1 << shift}, floor, only below {room} and up to it",
        f"Rabbits on the island ({people.address}) breed the more the more there are, and the less the fuller it is; {room} is full. This year's young are rabbits times free room over {1 << shift}, without the fraction; more than {room} don't stay. An island that is full, or overfull, keeps its number.",
    )


def ease_out_square(draw: Drawer) -> Made:
    time, start, way = draw.variable(8), draw.variable(16), draw.variable(8)
    result = draw.variable(16)
    own = Algorithms(draw).own
    left, square = own("left"), own("square")
    program = (
        put(left, minus(255, Read(time))),
        put(square, high(Product(Read(left), Read(left)))),
        put(left, minus(255, Read(square))),
        put(result, plus(start, wide(high(Product(Read(left), Read(way)))))),
    )
    return program, (
        f"Write a routine for a move that slows down: the time {time.address} runs from 0 to 255. u = 255 - time; s = 255 - u * u / 256; the position, word {result.address}, is the word {start.address} plus s * {way.address} / 256, both divisions rounded down.",
        f"How do I do a quadratic ease-out? t {time.address} (0-255), from word {start.address}, over {way.address} pixels (byte): u = 255 - t, s = 255 - (u * u >> 8), x = from + (s * way >> 8) -> word {result.address}.",
        f"u = 255 - t; s = 255 - (u * u >> 8); word[{result.address}] = word[{start.address}] + (s * byte[{way.address}] >> 8); t = byte[{time.address}].",
        f"ease-out quad: t {time.address}, base {start.address} (u16), span {way.address} (u8) -> {result.address}; 255 - ((255 - t)^2 >> 8), times span >> 8",
        f"My menu slides in fast and settles softly. {time.address} of 255 is over. Squared, what is left of the time (255 minus it), high byte only, is how far we still are from 255; that progress scales the distance {way.address} (high byte of the product again), which comes on top of {start.address}, a word. Position to {result.address}.",
    )


def triangle_wave(draw: Drawer) -> Made:
    phase, result = draw.variable(8), draw.variable(8)
    shift, center = draw.rng.randrange(0, 4), draw.rng.randrange(0x20, 0x80)
    folded = either(Bits(Read(phase), 0x80, "any"), Unary("not", Read(phase)), phase)
    held = Algorithms(draw).own("height")
    program = (put(held, folded), put(result, plus(shr(held, shift) if shift else held, center)))
    cut = f" divided by {1 << shift}, rounded down," if shift else ""
    return program, (
        f"Write a routine that makes a triangle wave: for a phase {phase.address} below 128 the height is the phase, from 128 on it is 255 minus the phase; the height{cut} plus {center} goes to {result.address} (byte).",
        f"How do I get a triangle wave out of a byte counter? Phase {phase.address}: up while bit 7 is clear, inverted while it is set; {f'shift right by {shift}, ' * (shift > 0)}add {center}, to {result.address}.",
        f"h = p & $80 ? p ^ $FF : p; byte[{result.address}] = (h >> {shift}) + {center}; p = byte[{phase.address}].",
        f"tri({phase.address}) -> {result.address}: 0..127..0, {f'/{1 << shift} ' * (shift > 0)}+{center}",
        f"The platform goes up and down evenly. {phase.address} counts through 256 frames; in the first half the lift is that count, in the second half what is missing to 255. {f'Only 1/{1 << shift} of it (whole pixels) counts, and ' * (shift > 0)}{center} is the lowest position. Position to {result.address}.",
    )


def trapezoid_wave(draw: Drawer) -> Made:
    phase, result = draw.variable(8), draw.variable(8)
    most, factor = draw.one((60, 2), (100, 2), (90, 3), (120, 4), (200, 4))
    own = Algorithms(draw).own
    height = own("height", 16)
    program = (
        put(height, wide(either(Bits(Read(phase), 0x80, "any"), Unary("not", Read(phase)), phase))),
        put(height, Binary("min", Scaled(Read(height), factor), Number(most, 16))),
        put(result, low(height)),
    )
    return program, (
        f"Write a routine that makes a trapezoid from the phase {phase.address}: the distance to the nearer end of the cycle (phase below 128: the phase, else 255 - phase) times {factor}, but at most {most}, goes to {result.address}.",
        f"How do I let a glow swell, hold and fade? Phase byte {phase.address}; h = min({most}, {factor} * min(p, 255 - p)) to {result.address}.",
        f"byte[{result.address}] = min({most}, {factor} * min(p, 255 - p)), p = byte[{phase.address}].",
        f"trapezoid({phase.address}) -> {result.address}: slope {factor}, plateau {most}",
        f"The lighthouse has a clock of 256 ticks, {phase.address}. Its lamp gets brighter by {factor} a tick from 0, stays at {most} once it's there, and mirrors that towards tick 255. Brightness to {result.address}.",
    )


def sine_by_quarter(draw: Drawer) -> Made:
    angle, result = draw.variable(8), draw.variable(8)
    cosine = draw.maybe(0.4)
    table = Table("SineTable", "sine", _QUARTER)
    own = Algorithms(draw).own
    turned, place = own("angle"), own("place")
    program = (
        put(turned, plus(angle, 8) if cosine else angle),
        put(turned, masked(turned, 31)),
        put(place, masked(turned, 15)),
        when(check(place, ">", 8), put(place, minus(16, Read(place)))),
        put(result, at(table, place)),
        when(check(turned, ">=", 16), put(result, Unary("negate", Read(result)))),
    )
    name = "cosine" if cosine else "sine"
    return program, (
        f"Write a routine that looks up the {name} of the angle {angle.address}, 32 steps a turn (modulo 32), with a table of a quarter: {listed(table)} for 0 to 8 steps. {'8 is added to the angle first, then steps' if cosine else 'Steps'} 9 to 15 mirror 7 to 1, and 16 to 31 are the negatives of 0 to 15. The signed byte goes to {result.address}.",
        f"How do I get a full {name} from a quarter-wave table? Angle {angle.address} & 31{' + 8, again & 31' if cosine else ''}; q = angle & 15, mirrored to 16 - q above 8; T[q] negated for angles from 16; T = {listed(table)}. Signed byte to {result.address}.",
        f"T = [{listed(table)}]; a = (byte[{angle.address}]{' + 8' if cosine else ''}) & 31; q = a & 15; if q > 8: q = 16 - q; int8[{result.address}] = a < 16 ? T[q] : -T[q].",
        f"{name} (32 steps, amplitude 127) of {angle.address} -> s8 {result.address}; quarter table {listed(table)}",
        f"Shots fly in 32 directions ({angle.address}, upper bits don't count; 8 steps are a right angle). Their {'x' if cosine else 'y'} speed is 127 times the {name}, as a signed byte in {result.address}. I've got only one quadrant of the sine, steps 0 to 8: {listed(table)}; mirror and negate it for the others.",
    )


def point_on_circle(draw: Drawer) -> Made:
    angle = draw.variable(8, below=16)
    radius, center, result = draw.variable(8), draw.variable(16), draw.variable(16)
    sine = (0, 98, 181, 237, 255, 237, 181, 98)
    table = Table("SineTable", "sine", sine)
    offset = Algorithms(draw).own("offset", 16)
    program = (
        put(offset, wide(high(Product(Read(at(table, masked(angle, 7))), Read(radius))))),
        If(
            Bits(Read(angle), 8, "any"),
            (put(result, minus(center, offset)),),
            (put(result, plus(center, offset)),),
        ),
    )
    return program, (
        f"Write a routine that places an orb on a circle: the angle {angle.address} has 16 steps (0 to 15). T = {listed(table)} holds 256 times the sine of steps 0 to 7; T[angle & 7] * {radius.address} / 256, rounded down, is added to the word {center.address} for angles below 8 and subtracted from 8 on. Word result at {result.address}.",
        f"How do I compute center + radius * sin(angle)? Angle {angle.address} in 0-15, radius byte {radius.address}, center word {center.address}; half-wave table T = {listed(table)}; offset = T[a & 7] * r >> 8, minus for a >= 8. Word to {result.address}.",
        f"T = [{listed(table)}]; o = T[a & 7] * byte[{radius.address}] >> 8; word[{result.address}] = word[{center.address}] + (a < 8 ? o : -o); a = byte[{angle.address}] < 16.",
        f"{result.address} = {center.address} + r sin a (u16), a {angle.address} (0..15), r {radius.address} (u8); table of half a wave {listed(table)}, >> 8",
        f"Fireballs circle a pole at the height {center.address} (16 bits), {radius.address} pixels out. For the direction {angle.address}, always 0 to 15, take {listed(table)} at the direction's lower three bits, times the radius, upper byte; the first eight directions are beyond the pole (plus), the others before it (minus). Height to {result.address}.",
    )


def mix_four_corners(draw: Drawer) -> Made:
    corners = [draw.variable(8) for _ in range(4)]
    a, b, c, d = corners
    across, down, result = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    upper, lower = own("upper"), own("lower")

    def mixed(one: Variable, other: Variable, part: Variable) -> Expression:
        whole = Joined(Read(one), Number(0))
        return high(plus(minus(whole, Product(Read(one), Read(part))), Product(Read(other), Read(part))))

    program = (
        put(upper, mixed(a, b, across)),
        put(lower, mixed(c, d, across)),
        put(result, mixed(upper, lower, down)),
    )
    return program, (
        f"Write a routine that interpolates between the heights of four corners: {a.address} (upper left), {b.address} (upper right), {c.address} (lower left), {d.address} (lower right). With x in {across.address} and y in {down.address} (256ths), mix(p, q, t) = (p * (256 - t) + q * t) / 256 rounded down: mix the upper two and the lower two by x, then those by y. Byte to {result.address}.",
        f"How do I do bilinear interpolation on bytes? Corners {a.address} {b.address} / {c.address} {d.address}, fractions x {across.address}, y {down.address}; lerp(p, q, t) = (p * (256 - t) + q * t) >> 8, rows first, then down; result {result.address}.",
        f"mix(p, q, t) = (p * (256 - t) + q * t) >> 8; byte[{result.address}] = mix(mix(a, b, x), mix(c, d, x), y); a, b, c, d, x, y = bytes {a.address}, {b.address}, {c.address}, {d.address}, {across.address}, {down.address}.",
        f"bilinear u8: [{a.address} {b.address}; {c.address} {d.address}] at ({across.address}, {down.address})/256 -> {result.address}, floor after each lerp",
        f"How high is the ground under the hero? He stands {across.address}/256 of a tile from its left edge and {down.address}/256 from its top. Its corners are {a.address} and {b.address} high above, {c.address} and {d.address} below. Mix left and right along the top and along the bottom, (p * (256 - x) + q * x) / 256 each, then both likewise by y; fractions are dropped each time. Height to {result.address}.",
    )


def point_on_bend(draw: Drawer) -> Made:
    start, bend, end, time, result = (draw.variable(8) for _ in range(5))
    own = Algorithms(draw).own
    first, second = own("first"), own("second")

    def mixed(one: Variable, other: Variable) -> Expression:
        whole = Joined(Read(one), Number(0))
        return high(plus(minus(whole, Product(Read(one), Read(time))), Product(Read(other), Read(time))))

    program = (put(first, mixed(start, bend)), put(second, mixed(bend, end)), put(result, mixed(first, second)))
    return program, (
        f"Write a routine that evaluates a quadratic Bezier curve in one coordinate: control values {start.address}, {bend.address}, {end.address}, parameter t = {time.address} in 256ths. With mix(p, q) = (p * (256 - t) + q * t) / 256, rounded down, the point is mix(mix(start, bend), mix(bend, end)); it goes to {result.address}.",
        f"How do I follow a curve through de Casteljau? Bytes P0 {start.address}, P1 {bend.address}, P2 {end.address}, t {time.address}/256; three lerps (p * (256 - t) + q * t) >> 8; result {result.address}.",
        f"m(p, q) = (p * (256 - t) + q * t) >> 8; byte[{result.address}] = m(m(P0, P1), m(P1, P2)); P0, P1, P2, t = bytes {start.address}, {bend.address}, {end.address}, {time.address}.",
        f"bezier2 u8: {start.address}, {bend.address}, {end.address} at {time.address}/256 -> {result.address}, floor each lerp",
        f"The boomerang leaves from {start.address}, is drawn towards {bend.address} and ends at {end.address} (x coordinates, bytes). At {time.address}/256 of its flight, where is it? Go that part of the way from start to bend and from bend to end, and that part between those two points; every mix is (p * (256 - t) + q * t) / 256 without the fraction. x to {result.address}.",
    )


def cost_of_next_level(draw: Drawer) -> Made:
    cap = draw.one(9999, 65535)
    level, result = draw.variable(8, below=100 if cap == 65535 else None), draw.variable(16)
    base, factor = draw.one((50, 1), (100, 3), (20, 2), (10, 5), (30, 4))
    own = Algorithms(draw).own
    made = own("made", 16)
    turns = factor - 1
    program: tuple[Statement, ...]
    if cap == 65535:
        program = (
            put(
                result,
                plus(
                    Scaled(Product(Read(level), Read(level)), factor)
                    if factor > 1
                    else Product(Read(level), Read(level)),
                    base,
                ),
            ),
        )
        limit = ", which is below 100"
    else:
        program = (
            put(made, Product(Read(level), Read(level))),
            when(check(made, ">", cap), put(made, cap)),
            put(result, made),
            *(
                (Repeat(Number(turns), (put(result, Saturating("add", Read(result), Read(made), cap)),)),)
                if turns
                else ()
            ),
            put(result, Saturating("add", Read(result), Number(base, 16), cap)),
        )
        limit = ""
    end = f", but never more than {cap}" if cap == 9999 else ""
    times = f"{factor} times " if factor > 1 else ""
    formula = f"{base} + {f'{factor} * ' * (factor > 1)}level * level"
    return program, (
        f"Write a routine that computes the experience for the next level: {base} plus {times}the square of the level {level.address}{limit}{end}. Word to {result.address}.",
        f"How do I get a quadratic level curve? {formula}, level = byte {level.address}{limit}; word {result.address}{end}.",
        f"word[{result.address}] = {f'min({cap}, ' * (cap == 9999)}{formula}{')' * (cap == 9999)}, level = byte[{level.address}]{' < 100' if limit else ''}.",
        f"xp {result.address} (u16) = {formula}, level {level.address}{' (< 100)' if limit else ''}{f', cap {cap}' * (cap == 9999)}",
        f"Each rank costs more than the last: at rank {level.address} (a byte{limit}) the next one takes {times}rank times rank points and {base} on top{end}. I need that price as a 16-bit number at {result.address}.",
    )


def falls_off_with_distance(draw: Drawer) -> Made:
    power, distance, result = draw.variable(8), draw.variable(8), draw.variable(8)
    reach = draw.one(16, 32, 40, 64, 100)
    program = (
        put(result, 0),
        when(
            check(distance, "<", reach),
            put(result, low(Quotient(Product(Read(power), minus(reach, Read(distance))), Number(reach)))),
        ),
    )
    return program, (
        f"Write a routine that weakens a blast with distance: {power.address} times ({reach} - {distance.address}) divided by {reach}, rounded down, goes to {result.address}; from a distance of {reach} on it is 0.",
        f"How do I do linear damage falloff? Power {power.address}, distance {distance.address}, radius {reach}; power * ({reach} - d) / {reach} (floor), 0 for d >= {reach}, to {result.address}. Bytes.",
        f"byte[{result.address}] = d < {reach} ? byte[{power.address}] * ({reach} - d) / {reach} : 0; d = byte[{distance.address}].",
        f"linear falloff to 0 at {reach}: {power.address} @ {distance.address} -> {result.address}, floor",
        f"A bomb of strength {power.address} goes off {distance.address} pixels away. In the center it hits in full, {reach} pixels out or further not at all, between that evenly less. Damage, without fraction, to {result.address}.",
    )


def inverse_square_light(draw: Drawer) -> Made:
    lamp, distance, result = draw.variable(16), draw.variable(8), draw.variable(16)
    near = draw.one(1, 2, 4)
    own = Algorithms(draw).own
    away = own("away")
    program = (
        put(away, Binary("min", Binary("max", Read(distance), Number(near)), Number(15))),
        put(result, Quotient(Read(lamp), low(Product(Read(away), Read(away))))),
    )
    return program, (
        f"Write a routine that computes how bright a lamp is: the word {lamp.address} divided by the square of the distance {distance.address}, rounded down, in the word {result.address}; distances below {near} count as {near}, above 15 as 15.",
        f"How do I apply the inverse square law? {lamp.address} (word) / d^2, d = byte {distance.address} clamped to {near}-15; floor to word {result.address}.",
        f"d = clamp(byte[{distance.address}], {near}, 15); word[{result.address}] = word[{lamp.address}] / (d * d).",
        f"{result.address} = {lamp.address} / d^2, d = {distance.address} in [{near}, 15] (clamped), u16",
        f"A magnet pulls with {lamp.address} (16 bits) at one step, a quarter of that at two, a ninth at three ... Beyond 15 steps it doesn't get weaker any more, and closer than {near} it doesn't get stronger. How hard does it pull at {distance.address} steps? Whole number, to {result.address}.",
    )


def minsky_circle(draw: Drawer) -> Made:
    x, y = draw.variable(16, signed=True), draw.variable(16, signed=True)
    shift = draw.rng.randrange(2, 7)
    program = (
        put(x, minus(x, Shifted(Read(y), "signed right", shift))),
        put(y, plus(y, Shifted(Read(x), "signed right", shift))),
    )
    return program, (
        f"Write a routine that turns a point by Minsky's method: the signed word {x.address} (x) loses y / {1 << shift}, then the signed word {y.address} (y) gains the new x / {1 << shift}; both divisions are arithmetic shifts, everything wraps at 16 bits.",
        f"How do I draw circles without a sine table? x {x.address}, y {y.address}, signed words: x -= y >> {shift}; y += x >> {shift} (with the new x), arithmetic shifts.",
        f"x -= y >> {shift}; y += x >> {shift}; x = int16[{x.address}], y = int16[{y.address}].",
        f"HAKMEM 149 step, {x.address}/{y.address}, s16, epsilon 1/{1 << shift}",
        f"Two pendulums feed each other: {x.address} sinks by 1/{1 << shift} of {y.address}, and {y.address} then rises by 1/{1 << shift} of {x.address} as it is now. Signed words, shifted with sign, so fractions go downward. Do one beat.",
    )


def height_of_throw(draw: Drawer) -> Made:
    speed, time, result = draw.variable(8), draw.variable(8), draw.variable(16)
    shift = draw.one(1, 1, 2)
    own = Algorithms(draw).own
    rise, drop = own("rise", 16), own("drop", 16)
    program = (
        put(rise, Product(Read(speed), Read(time))),
        put(drop, shr(Product(Read(time), Read(time)), shift)),
        put(result, 0),
        when(check(rise, ">", drop), put(result, minus(rise, drop))),
    )
    return program, (
        f"Write a routine that computes the height of a thrown stone: speed {speed.address} times time {time.address} minus the time squared divided by {1 << shift} (rounded down), not below 0, as a word at {result.address}.",
        f"How do I evaluate v * t - t * t / {1 << shift}? Bytes v {speed.address}, t {time.address}; 16-bit result {result.address}, 0 where it would be negative.",
        f"word[{result.address}] = max(0, v * t - (t * t >> {shift})), v = byte[{speed.address}], t = byte[{time.address}], exact.",
        f"ballistic height {result.address} (u16) = v t - t^2/{1 << shift}, v {speed.address}, t {time.address}, floor at ground",
        f"Instead of moving a stone each frame I want its height directly. It left with {speed.address} pixels a frame, {time.address} frames ago, and has dropped by the square of the frames over {1 << shift} since (integer). Under ground is ground, 0. Height to {result.address}, 16 bits.",
    )


def prize_ladder(draw: Drawer) -> Made:
    ladder = draw.array(16, draw.one(4, 5, 6, 8, 10))
    first, total = draw.variable(16), draw.variable(16)
    three_quarters = draw.maybe(0.4)
    prize = Algorithms(draw).own("prize", 16)
    step = minus(prize, shr(prize, 2)) if three_quarters else shr(prize, 1)
    program = (
        put(prize, first),
        put(total, 0),
        Each((ladder,), (put(Here(ladder), prize), more(total, prize), put(prize, step))),
    )
    how = (
        "the one before less a quarter of it (the quarter rounded down)"
        if three_quarters
        else "half of the one before, rounded down"
    )
    code = "p -= p >> 2" if three_quarters else "p >>= 1"
    return program, (
        f"Write a routine that fills a list of {ladder.length} prizes, words from {ladder.address}: the first is the word {first.address}, each next one {how}. Their sum, modulo 65536, goes to {total.address}.",
        f"How do I generate a falling series and add it up? p = {first.address}; {ladder.length} words at {ladder.address}, {code} from one to the next; 16-bit sum to {total.address}.",
        f"p = word[{first.address}]; s = 0; for i < {ladder.length}: word[{ladder.address} + 2 * i] = p; s += p; {code}; word[{total.address}] = s (mod 65536).",
        f"{ladder.address}[{ladder.length}] (u16): start {first.address}, {code} each; total -> {total.address}",
        f"The tournament's winner gets {first.address} rupees (a word), and every place below gets {how}. Make the table of the first {ladder.length} places at {ladder.address} and tell me the purse I need ({total.address}, both 16-bit, overflow ignored).",
    )


def posterize(draw: Drawer) -> Made:
    [values] = draw.one(draw.slots, draw.records)(8)
    levels, step = draw.one((4, 85), (6, 51), (2, 255), (16, 17), (18, 15), (52, 5))
    program = (
        Each(
            (values,),
            (put(Here(values), low(Product(high(Product(Read(Here(values)), Number(levels))), Number(step)))),),
        ),
    )
    return program, (
        f"Write a routine that reduces the {where(values)} to {levels} shades in place: each becomes v * {levels} / 256, rounded down, times {step}.",
        f"How do I posterize brightness bytes to {levels} levels? {where(values)}, in place: (v * {levels} >> 8) * {step}, so 0 stays 0 and 255 stays 255.",
        f"for v in the {where(values)}: v = (v * {levels} >> 8) * {step}.",
        f"quantize {where(values)} to {levels} steps of {step}",
        f"An old screen knows only {levels} brightnesses, {step} apart from 0 to 255. Bring my {values.length} light bytes ({where(values)}) to them: the number of the shade is the byte times {levels} over 256 without fraction.",
    )


def diffuse_along_row(draw: Drawer) -> Made:
    source = draw.array(8, draw.one(8, 12, 16, 20))
    target = draw.array(8, source.length)
    on = draw.one(1, 0xFF, 0x80)
    error = Algorithms(draw).own("error", 16)
    program = (
        put(error, 0),
        Each(
            (source, target),
            (
                more(error, wide(Here(source))),
                put(Here(target), 0),
                when(check(error, ">=", 255), less(error, 255), put(Here(target), on)),
            ),
        ),
    )
    return program, (
        f"Write a routine that dithers the {where(source)} to as many dots at {target.address}: each byte is added to a running word, from 0; when that is 255 or more, 255 is taken off and the dot is ${on:02X}, else the dot is 0.",
        f"How do I do one-dimensional error diffusion? {where(source)} -> {target.address}; e += v; if e >= 255: e -= 255, out ${on:02X}, else out 0; e starts at 0 and needs more than 8 bits.",
        f"e = 0; for i < {source.length}: e += byte[{source.address} + i]; byte[{target.address} + i] = e >= 255 ? (e -= 255, ${on:02X}) : 0.",
        f"pulse-density dither {where(source)} -> {target.address} (${on:02X}/0), threshold 255, carry the error",
        f"Grey shades for a printer that knows black only: the row {where(source)} says how dark each spot should be. Save darkness up along the row; as soon as there's 255 of it, print (${on:02X}) and pay 255, otherwise leave 0. Output row: {target.address}.",
    )


def angle_of_slope(draw: Drawer) -> Made:
    rise, run_, result = draw.variable(8), draw.variable(8), draw.variable(8)
    marks = Table("TangentTable", "tangent", (25, 51, 78, 106, 137, 171, 210))
    own = Algorithms(draw).own
    ratio, place = own("ratio", 16), own("place")
    program = (
        put(result, 8),
        when(
            check(rise, "<", run_),
            put(ratio, Quotient(Joined(Read(rise), Number(0)), Read(run_))),
            put(place, 0),
            While(
                Both(check(place, "<", 7), check(wide(at(marks, place)), "<=", ratio)),
                (more(place),),
            ),
            put(result, place),
        ),
    )
    return program, (
        f"Write a routine that gets the angle of a slope up to 45 degrees in eighths: r = {rise.address} * 256 / {run_.address} (rounded down) if the rise {rise.address} is less than the run {run_.address}; the number of values in {listed(marks)} that are not above r goes to {result.address}. A rise of the run or more gives 8.",
        f"How do I do a small arctangent by table? dy {rise.address}, dx {run_.address}, unsigned bytes: dy >= dx -> 8; else r = (dy << 8) / dx, answer = how many of {listed(marks)} are <= r. To {result.address}.",
        f"byte[{result.address}] = dy >= dx ? 8 : sum(t <= dy * 256 / dx for t in ({listed(marks)})); dy = byte[{rise.address}], dx = byte[{run_.address}].",
        f"atan octant 0..8 of {rise.address}/{run_.address} -> {result.address}, tangents x256: {listed(marks)}",
        f"Which of nine pictures fits a ramp that climbs {rise.address} pixels over {run_.address}? Picture 8 from 45 degrees up (rise not less than run). Flatter: take 256 times rise over run as a whole number and count the marks {listed(marks)} it reaches; that count is the picture. Store it at {result.address}.",
    )


def gamma_of_channels(draw: Drawer) -> Made:
    [channels] = draw.one(draw.slots, draw.records)(8)
    value_ = Algorithms(draw).own("value")
    up = draw.maybe(0.5)
    rounding = 30 if up else 15
    program = (
        Each(
            (channels,),
            (
                put(value_, masked(Here(channels), 31)),
                put(Here(channels), low(Quotient(plus(Product(Read(value_), Read(value_)), rounding), Number(31)))),
            ),
        ),
    )
    how = "rounded up" if up else "rounded to the nearest"
    return program, (
        f"Write a routine that darkens mid-tones: each of the {where(channels)} (5-bit color values; only the low five bits count) becomes its square divided by 31, {how}.",
        f"How do I apply a gamma of 2 to 5-bit channels? {where(channels)}, in place: v = x & 31; (v * v + {rounding}) / 31.",
        f"for x in the {where(channels)}: v = x & 31; x = (v * v + {rounding}) / 31 (floor).",
        f"gamma 2.0 on {where(channels)}, 5 bits: v^2/31, {how}",
        f"My console palette looks washed out on new screens. Bits 0-4 of the channel bytes ({where(channels)}; bits 5-7 are rubbish) run from 0 to 31: replace each by v * v / 31, {how}, so that black and full light stay what they are.",
    )


def ramp_between_frames(draw: Drawer) -> Made:
    frame, result = draw.variable(8), draw.variable(8)
    first, length = draw.rng.randrange(10, 100), draw.one(20, 30, 50, 60, 120)
    start, end = draw.one((0, 255), (10, 200), (0, 100), (20, 180))
    falling = draw.maybe(0.4)
    if falling:
        start, end = end, start
    span = abs(end - start)
    part = low(Quotient(Product(minus(frame, first), Number(span)), Number(length)))
    program = (
        If(
            check(frame, "<=", first),
            (put(result, start),),
            (
                If(
                    check(frame, ">=", first + length),
                    (put(result, end),),
                    (put(result, minus(start, part) if falling else plus(start, part)),),
                ),
            ),
        ),
    )
    word = "falls" if falling else "rises"
    sign = "-" if falling else "+"
    return program, (
        f"Write a routine for a ramp: up to frame {first} (byte {frame.address}) the value at {result.address} is {start}, from frame {first + length} on it is {end}; between them it {word} in a line: {start} {sign} (frame - {first}) * {span} / {length}, the quotient rounded down.",
        f"How do I fade from {start} to {end} between the frames {first} and {first + length}? Frame counter {frame.address}, value {result.address}; {start} {sign} (f - {first}) * {span} / {length} (integer division), constant outside.",
        f"f = byte[{frame.address}]; byte[{result.address}] = f <= {first} ? {start} : f >= {first + length} ? {end} : {start} {sign} (f - {first}) * {span} / {length}.",
        f"{result.address}: {start} -> {end} linear over frames {first}..{first + length} of {frame.address}, clamped, truncating quotient",
        f"At frame {first} of the scene ({frame.address}) the sun begins to {'set' if falling else 'rise'}, {length} frames later it has. Brightness {result.address} is {start} before, {end} after, and in between {start} {'less' if falling else 'plus'} the elapsed frames times {span} over {length}, without the fraction.",
    )


RECIPES = (
    half_life,
    bounty_doubles,
    population_grows,
    ease_out_square,
    triangle_wave,
    trapezoid_wave,
    sine_by_quarter,
    point_on_circle,
    mix_four_corners,
    point_on_bend,
    cost_of_next_level,
    falls_off_with_distance,
    inverse_square_light,
    minsky_circle,
    height_of_throw,
    prize_ladder,
    posterize,
    diffuse_along_row,
    angle_of_slope,
    gamma_of_channels,
    ramp_between_frames,
)
