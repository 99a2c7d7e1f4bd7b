"""Small worlds: springs, automata, heat, decay, random walks, populations, events."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Expression,
    Field,
    Half,
    Here,
    If,
    Read,
    Saturating,
    Shifted,
    Switch,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less,
    minus,
    more,
    more_up_to,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def spring_step(draw: Drawer) -> Made:
    place, speed = draw.variable(16, signed=True), draw.variable(16, signed=True)
    rest = draw.variable(16, signed=True)
    stiff = draw.one(2, 3, 4, 5)
    pull = Shifted(minus(rest, place), "signed right", stiff)
    program = (more(speed, pull), more(place, speed))
    return program, (
        f"Write a routine that simulates a spring: the signed word {speed.address} (speed) grows by ({rest.address} - {place.address}) / {1 << stiff}, the difference taken modulo 65536 and shifted right arithmetically; then the speed is added to {place.address}. All three are signed words.",
        f"How do I pull a value to a resting point elastically? position {place.address}, velocity {speed.address}, rest {rest.address} (16-bit two's complement): v += (rest - pos) >> {stiff} (arithmetic); pos += v.",
        f"v += (r - x) >> {stiff}; x += v; x = int16[{place.address}], v = int16[{speed.address}], r = int16[{rest.address}], wrapping, >> arithmetic.",
        f"The chandelier swings around {rest.address}. Each call its speed {speed.address} changes by 1/{1 << stiff} of how far it is from there (towards it, rounded down), and its place {place.address} by the new speed. Signed words; overflow wraps.",
    )


def rule_row(draw: Drawer) -> Made:
    cells = draw.variable(draw.one(8, 16))
    kind = draw.one(90, 150, 60, 102)
    left, right = Shifted(Read(cells), "rotate right", 1), Shifted(Read(cells), "rotate left", 1)
    made: Expression = {
        90: toggled(left, right),
        150: toggled(toggled(left, cells), right),
        60: toggled(cells, right),
        102: toggled(left, cells),
    }[kind]
    what = {
        90: "the XOR of its two neighbours",
        150: "the XOR of itself and its two neighbours",
        60: "the XOR of itself and its lower neighbour (bit k - 1)",
        102: "the XOR of itself and its upper neighbour (bit k + 1)",
    }[kind]
    formula = {90: "ror(x) ^ rol(x)", 150: "ror(x) ^ x ^ rol(x)", 60: "x ^ rol(x)", 102: "ror(x) ^ x"}[kind]
    return (put(cells, made),), (
        f"Write a routine for one generation of a cellular automaton in the {size(cells)} {cells.address}: every bit becomes {what}; the row of {cells.width} cells is closed to a ring.",
        f"How do I run rule {kind} on a ring of {cells.width} bits? {size(cells)} {cells.address}, in place: each new bit is {what}.",
        f"x = {formula}; x = {size(cells)}[{cells.address}], rotations by one bit in {cells.width} bits.",
        f"{cells.width} fireflies sit in a circle, lit ones are the 1 bits of {cells.address} ({size(cells)}; bit 0 and bit {cells.width - 1} are neighbours). At each tick all change at once: a firefly's new state is {what}.",
    )


def heat_spreads(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(4, 6, 8, 10, 16))
    own = Algorithms(draw).own
    before, held = own("before"), own("held")
    program = (
        put(before, at(cells, 0)),
        Each(
            (cells,),
            (
                put(held, Here(cells)),
                put(Here(cells), Binary("average", Read(held), Read(before))),
                put(before, held),
            ),
        ),
    )
    return program, (
        f"Write a routine that smooths the {where(cells)}: each becomes the mean, rounded down, of itself and the one before it, all old values (the first stays).",
        f"How do I blur a row by one? {where(cells)}; new a[i] = (a[i] + a[i - 1]) / 2 from the old values, 9-bit sum, a[0] unchanged.",
        f"for i = {cells.length - 1} down to 1: a[i] = (a[i] + a[i - 1]) >> 1 (no overflow); a = bytes at {cells.address}.",
        f"Warmth creeps along a bar of {cells.length} pieces ({cells.address}, a byte each): at once every piece takes the average of its own and its left neighbour's warmth, whole degrees, rounded down. The leftmost has no neighbour and keeps its own.",
    )


def decay_all(draw: Drawer) -> Made:
    [scents] = draw.slots(draw.one(8, 16))
    shift = draw.one(2, 3, 4)
    held = Algorithms(draw).own("loss", scents.width)
    program = (
        Each(
            (scents,),
            (
                put(held, Shifted(Read(Here(scents)), "right", shift)),
                when(Both(check(held, "==", 0), check(Here(scents), "!=", 0)), put(held, 1)),
                less(Here(scents), held),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets the {where(scents)} decay: each loses 1/{1 << shift} of itself, rounded down, but at least 1 as long as it isn't 0.",
        f"How do I do exponential decay that really reaches zero? {where(scents)}, unsigned: loss = v >> {shift}; if loss is 0 and v isn't, loss = 1; v -= loss.",
        f"for each v of the {where(scents)}: v -= max(v >> {shift}, v ? 1 : 0).",
        f"Scent marks fade. There are {scents.length} of them ({scents.address}, {size(scents)}s). Take 1/{1 << shift} of each away (rounded down); weak ones, where that would be nothing, lose one unit until they're gone.",
    )


def random_walk(draw: Drawer) -> Made:
    x, y, dice = draw.variable(8), draw.variable(8), draw.variable(8)
    low = draw.one(0, 2, 4, 6)
    step = draw.one(1, 1, 2, 8)
    direction = Field(Read(dice), low, 2)
    program = (
        Switch(
            direction,
            (
                (0, (more(x, step),)),
                (1, (less(x, step),)),
                (2, (more(y, step),)),
                (3, (less(y, step),)),
            ),
        ),
    )
    return program, (
        f"Write a routine for a drunkard's walk: bits {low} and {low + 1} of the random byte {dice.address} decide; 0: x + {step}, 1: x - {step}, 2: y + {step}, 3: y - {step}. x is {x.address}, y is {y.address}, bytes that wrap.",
        f"How do I take a random step in one of four directions? Random number {dice.address}, use (r >> {low}) & 3: 0 right, 1 left, 2 down, 3 up; {step} pixel{'s' * (step > 1)}; x {x.address}, y {y.address}.",
        f"switch (byte[{dice.address}] >> {low} & 3): 0: x += {step}; 1: x -= {step}; 2: y += {step}; 3: y -= {step}; x = byte[{x.address}], y = byte[{y.address}], mod 256.",
        f"A lost sheep at {x.address} / {y.address} (column, row). Two bits of the die {dice.address}, numbers {low} and {low + 1}, send it {step} to the east (0), west (1), south (2, rows grow) or north (3). At the world's edges it comes in on the other side.",
    )


def rabbits_and_grass(draw: Drawer) -> Made:
    grass, rabbits = draw.variable(8), draw.variable(8)
    grow, top = draw.rng.randrange(2, 20), draw.rng.randrange(100, 250)
    program = (
        more_up_to(grass, top, grow),
        If(
            check(grass, ">=", rabbits),
            (less(grass, rabbits), more(rabbits)),
            (put(grass, 0), put(rabbits, Shifted(Read(rabbits), "right", 1))),
        ),
    )
    return program, (
        f"Write a routine for one day on a meadow: the grass {grass.address} grows by {grow} to at most {top} (more is cut). If there is at least as much grass as rabbits ({rabbits.address}), they eat one unit each and get one more rabbit; else all grass is gone and half of the rabbits, rounded down, survive.",
        f"How do I simulate food and eaters? food {grass.address} = min(food + {grow}, {top}); food >= n: food -= n, ++n; otherwise food = 0, n >>= 1; n = byte {rabbits.address}. Unsigned; the sum doesn't wrap.",
        f"g = min(g + {grow}, {top}); if g >= r: g -= r, ++r; else g = 0, r /= 2; g = byte[{grass.address}], r = byte[{rabbits.address}].",
        f"The village keeps {rabbits.address} goats and a store of hay, {grass.address}. Each day {grow} bales come in (the barn holds {top}), every goat eats one. Enough for all: a kid is born. Not enough: the hay is gone, and of the goats only half, fractions dropped, stay.",
    )


def infection_row(draw: Drawer) -> Made:
    people = draw.array(8, draw.one(4, 6, 8, 12, 16))
    sick = draw.rng.randrange(1, 256)
    own = Algorithms(draw).own
    left, held = own("left"), own("held")
    program = (
        put(left, 0),
        Each(
            (people,),
            (
                put(held, Here(people)),
                when(Both(check(left, "==", sick), check(held, "==", 0)), put(Here(people), sick)),
                put(left, held),
            ),
        ),
    )
    return program, (
        f"Write a routine that spreads the value ${sick:02X} to the right: in the {where(people)} each 0 whose left neighbour was ${sick:02X} before the call becomes ${sick:02X}. It moves on by one place only per call.",
        f"How do I let fire spread one field a turn? Row: {where(people)}; fire ${sick:02X}; a[i] == 0 and old a[i - 1] == ${sick:02X} -> a[i] = ${sick:02X}.",
        f"for i = {people.length - 1} down to 1: if a[i] == 0 and a[i - 1] == ${sick:02X}: a[i] = ${sick:02X}; a = bytes at {people.address}.",
        f"A rumour goes down the bench: {people.length} people, {people.address} and following; ${sick:02X} has heard it, 0 listens, anything else sleeps. Everyone who listened next to (right of) somebody who knew it knows it now too, not yet those further on.",
    )


def water_levels(draw: Drawer) -> Made:
    left, right = draw.variable(8), draw.variable(8)
    most = draw.rng.randrange(2, 20)
    flow = Algorithms(draw).own("flow")
    program = (
        put(flow, Shifted(Binary("distance", Read(left), Read(right)), "right", 1)),
        when(check(flow, ">", most), put(flow, most)),
        If(
            check(left, ">", right),
            (less(left, flow), more(right, flow)),
            (more(left, flow), less(right, flow)),
        ),
    )
    return program, (
        f"Write a routine that lets two basins level out: half of the difference of {left.address} and {right.address} (rounded down), but at most {most}, flows from the fuller one to the other.",
        f"How do I balance two bytes gradually? a {left.address}, b {right.address}; f = min(|a - b| / 2, {most}); larger -= f, smaller += f.",
        f"f = min(|a - b| >> 1, {most}); a > b ? (a -= f, b += f) : (a += f, b -= f); a = byte[{left.address}], b = byte[{right.address}].",
        f"Two ponds are joined by a pipe that lets through {most} a call. Their water is {left.address} and {right.address}. It runs downhill, never more than half of the difference in whole units.",
    )


def event_queue_tick(draw: Drawer) -> Made:
    times, kinds = draw.slots(8, 8)
    due = draw.variable(8)
    blank = draw.one(0, 0xFF)
    program = (
        put(due, blank),
        Each(
            (times, kinds),
            (
                when(
                    check(Here(times), "!=", 0),
                    less(Here(times)),
                    when(check(Here(times), "==", 0), put(due, Here(kinds))),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs {times.length} scheduled events: delays are the {where(times)}, kinds the {where(kinds)}. Every delay that isn't 0 is lowered by 1; if it gets to 0, that event's kind goes to {due.address} (the last such one counts). If none gets there, {due.address} becomes ${blank:02X}.",
        f"How do I count down several events and see which is due? delay: {where(times)}; kind: {where(kinds)}; 0 = inactive. Byte {due.address} = ${blank:02X}, then the kind of each delay going 1 -> 0, in order.",
        f"byte[{due.address}] = ${blank:02X}; for i < {times.length}: if d[i] and --d[i] == 0: byte[{due.address}] = k[i]; d = bytes at {times.address}, k = bytes at {kinds.address}.",
        f"My calendar has {times.length} lines: days to go (bytes from {times.address}, 0 for a crossed-out line) and what it is about (bytes from {kinds.address}). A day passes. Put what falls due today into {due.address}, the lowest line of several, or ${blank:02X} for a quiet day.",
    )


def gravity_between(draw: Drawer) -> Made:
    [places, speeds] = draw.slots(8, 8)
    floor, pull = draw.rng.randrange(150, 240), draw.rng.randrange(1, 5)
    held = Algorithms(draw).own("held", 16)
    program = (
        Each(
            (places, speeds),
            (
                more_up_to(Here(speeds), 100, pull),
                put(held, plus(Widened(Read(Here(places))), Widened(Read(Here(speeds))))),
                If(
                    check(held, ">=", floor),
                    (put(Here(places), floor), put(Here(speeds), 0)),
                    (put(Here(places), Half(Read(held), high=False)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets {places.length} things fall: speeds are the {where(speeds)}, heights from above the {where(places)} (unsigned). For each, the speed grows by {pull}, up to 100 (also if it was above), and is added to the place; at {floor} or beyond the place becomes {floor} and the speed 0.",
        f"How do I drop {places.length} objects with gravity and a floor? y: {where(places)}; v: {where(speeds)}. v = min(v + {pull}, 100); y + v in 16 bits; >= {floor}: y = {floor}, v = 0; else y += v.",
        f"for i < {places.length}: v[i] = min(v[i] + {pull}, 100); s = y[i] + v[i]; if s >= {floor}: y[i] = {floor}, v[i] = 0; else y[i] = s; y = bytes at {places.address}, v = bytes at {speeds.address}.",
        f"{places.length} coins drop. How far down each is: bytes at {places.address}. How fast: bytes at {speeds.address}. A call makes each {pull} faster (100 is the fastest), then moves it; the ground is at {floor}, there it lies still.",
    )


def pendulum_counter(draw: Drawer) -> Made:
    place, way = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(0, 60)
    high = low + draw.rng.randrange(5, 120)
    program = (
        If(
            check(way, "==", 0),
            (
                more(place),
                when(check(place, ">=", high), put(place, high), put(way, 1)),
            ),
            (
                less(place),
                when(check(place, "<=", low), put(place, low), put(way, 0)),
            ),
        ),
    )
    return program, (
        f"Write a routine that moves {place.address} to and fro between {low} and {high}: {way.address} = 0 means up: add 1 (8 bits), and if it is then {high} or more, make it {high} and the way 1. Any other way: subtract 1, and if it is then {low} or less, make it {low} and the way 0. Unsigned.",
        f"How do I do a ping-pong counter? Value {place.address}, direction {way.address} (0 up, else down); turns at {high} and {low}, where the value is clamped; byte arithmetic wraps before the test.",
        f"if d == 0: ++v; if v >= {high}: v = {high}, d = 1; else: --v; if v <= {low}: v = {low}, d = 0; v = byte[{place.address}], d = byte[{way.address}].",
        f"A saw blade runs on a rail from {low} to {high}. It is at {place.address}; {way.address} is 0 while it goes out, something else while it comes back. One unit a call; reaching (or being beyond) an end, it's put exactly there and turns round, with 1 for the way back and 0 for the way out.",
    )


def cook_ingredients(draw: Drawer) -> Made:
    heat, done = draw.one(draw.slots, draw.records)(8, 8)
    fire, ready = draw.variable(8), draw.variable(8)
    limit = draw.rng.randrange(60, 220)
    program = (
        put(ready, 0),
        Each(
            (heat, done),
            (
                put(Here(heat), Saturating("add", Read(Here(heat)), Read(fire), 255)),
                when(check(Here(heat), ">=", limit), put(Here(done), 1), more(ready)),
            ),
        ),
    )
    return program, (
        f"Write a routine that heats {heat.length} things by the byte {fire.address}: it is added to each of the {where(heat)}, stopping at 255. Those that are then at {limit} or more get 1 in the {where(done)} (the others' stay), and their number goes to {ready.address}.",
        f"How do I cook everything in the oven at once? Heat: {where(heat)}, += byte {fire.address}, saturating at 255; done marks: {where(done)}, set to 1 where heat >= {limit}; how many are that hot -> byte {ready.address}.",
        f"n = 0; for i < {heat.length}: h[i] = min(h[i] + byte[{fire.address}], 255); if h[i] >= {limit}: d[i] = 1, ++n; byte[{ready.address}] = n. h: {where(heat)}; d: {where(done)}.",
        f"{heat.length} loaves bake: warmth in the {where(heat)}, a mark for baked ones in the {where(done)}. The fire gives each {fire.address} more (255 is the hottest). From {limit} on a loaf is baked: mark it with 1 and tell in {ready.address} how many loaves have got so far. Marks are never removed.",
    )


RECIPES = (
    spring_step,
    rule_row,
    heat_spreads,
    decay_all,
    random_walk,
    rabbits_and_grass,
    infection_row,
    water_levels,
    event_queue_tick,
    gravity_between,
    pendulum_counter,
    cook_ingredients,
)
