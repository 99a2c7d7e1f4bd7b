"""Things in motion: ricochets, grenades, platforms with stops, cameras that look ahead, sight along a row, stomps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Either,
    Here,
    If,
    Number,
    Read,
    Repeat,
    Saturating,
    Shifted,
    Stop,
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
    less_down_to,
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def ricochet(draw: Drawer) -> Made:
    x, speed, bounces = draw.variable(16), draw.variable(16, signed=True), draw.variable(8)
    low = draw.rng.randrange(0x10, 0x400)
    high = low + draw.rng.randrange(0x80, 0x800)
    outside = Either(check(x, "<", low), check(x, ">=", high))
    program = (
        more(x, speed),
        If(outside, (put(speed, Unary("negate", Read(speed))), more(x, speed), less_down_to(bounces, 0))),
    )
    return program, (
        f"Ricochet: move the shot by its signed speed {speed.address} ({x.address} is x, both words). If x is then below {low} or not below {high} (unsigned), the speed changes its sign, the shot moves once more by the new speed, and {bounces.address} (bounces left) drops by one, not under 0.",
        f"x += v; if x < {low} || x >= {high}: v = -v, x += v, n = max(n - 1, 0). x {x.address}, v {speed.address} (16-bit), n byte {bounces.address}.",
        f"How do I bounce a projectile between two walls a limited number of times? Word x {x.address}, word velocity {speed.address}, allowed range {low} to {high - 1}; outside: reverse, step back, bounces byte {bounces.address} - 1 (saturating).",
        f"Write a routine for a rubber ball. Add the 16-bit {speed.address} to {x.address}. Inside [{low}, {high}) that's all. Outside, where x counts as unsigned, negate the speed, add it again (which takes the ball back) and use up one of the {bounces.address} bounces, if any remain.",
    )


def grenade_hops(draw: Drawer) -> Made:
    y, fall, still = draw.variable(8), draw.variable(8), draw.variable(8)
    floor, weight, calm = draw.rng.randrange(0x80, 0xC0), draw.one(2, 3, 4), draw.rng.randrange(4, 10)
    program = (
        more(fall, weight),
        more(y, fall),
        If(check(y, "<", floor), (Stop(),)),
        put(y, floor),
        If(check(fall, "<", calm), (put(fall, 0), put(still, 1), Stop())),
        put(fall, Unary("negate", Shifted(Read(fall), "signed right", 1))),
    )
    return program, (
        f"A thrown grenade: its vertical speed {fall.address} (signed byte) grows by {weight} and is added to y {y.address}. If y is now {floor} or more (unsigned) it touches the ground: y = {floor}; a speed below {calm} (unsigned) becomes 0 and {still.address} = 1, any other is halved (arithmetic shift right) and reversed.",
        f"vy += {weight}; y += vy; y >= {floor}: y = {floor}; vy < {calm} ? (vy = 0, rest = 1) : vy = -(vy asr 1). vy {fall.address}, y {y.address}, rest {still.address}; 8 bits, comparisons unsigned.",
        f"How do I let something bounce lower every time? Speed byte {fall.address} (gravity {weight} per frame), height byte {y.address}, ground line ${floor:02X}. On the ground clamp y; unsigned speed under {calm}: stop (speed 0, flag {still.address} = 1); otherwise speed = minus half of it (signed shift by one, then negate).",
        f"Write a frame of a bouncing bomb. Gravity adds {weight} to {fall.address}, then the speed moves {y.address}; both wrap. Above the line {floor} nothing else happens. At or past it the bomb is set on the line, and either comes to rest, when the speed byte is under {calm} (0 in {fall.address}, 1 in {still.address}), or flies up with the negative of half the speed, shifted as a signed number.",
    )


def platform_stops(draw: Drawer) -> Made:
    points = draw.array(8, 4)
    x, goal, wait = draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    pause = draw.rng.randrange(20, 120)
    target = Algorithms(draw).own("target")
    program = (
        put(target, at(points, goal)),
        If(check(x, "<", target), (more(x), Stop())),
        If(check(x, ">", target), (less(x), Stop())),
        more(wait),
        If(check(wait, ">=", pause), (put(wait, 0), put(goal, masked(plus(goal, 1), 3)))),
    )
    return program, (
        f"Platform with stops: its four stations are the bytes from {points.address}, it heads for number {goal.address} (0-3). As long as its x {x.address} isn't the station's it moves one pixel towards it. Once there it counts frames in {wait.address}; at {pause} or more the count is 0 again and it heads for the next station, after 3 for 0.",
        f"x < p[g]: ++x; x > p[g]: --x; equal: ++wait, wait >= {pause} -> wait = 0, g = (g + 1) & 3. x {x.address}, g {goal.address} < 4, wait {wait.address}, p = 4 bytes at {points.address}.",
        f"How do I make a moving platform pause at each waypoint? Waypoints: {where(points)}; target index {goal.address} (below 4); position byte {x.address}, 1 per call, unsigned; pause counter {wait.address} runs up only while standing at the waypoint; at {pause} or more it is cleared and the index moves on cyclically.",
        f"Write the drive of a ferry between 4 piers (columns at {points.address}, a byte each). It goes a step nearer to pier {goal.address}, always under 4, by changing {x.address}; a ferry that is exactly there adds one to {wait.address} instead, and having waited {pause} or longer it clears that and takes the pier that follows, in a circle.",
    )


def looks_ahead(draw: Drawer) -> Made:
    hero, facing, camera = draw.variable(16), draw.variable(8), draw.variable(16)
    bit = draw.one(1, 0x40, 0x80)
    ahead, step = draw.rng.randrange(16, 64), draw.one(1, 2, 3, 4)
    goal = Algorithms(draw).own("goal", 16)
    program = (
        put(goal, plus(hero, ahead)),
        when(Bits(Read(facing), bit, "any"), put(goal, minus(hero, ahead))),
        If(
            Compared("<=", Binary("distance", Read(camera), Read(goal)), Number(step, 16)),
            (put(camera, goal), Stop()),
        ),
        If(check(camera, "<", goal), (more(camera, step),), (less(camera, step),)),
    )
    return program, (
        f"Camera that looks ahead: its goal is {ahead} pixels right of the hero's x {hero.address}, or {ahead} left of it when he faces left (${bit:02X} set in {facing.address}). The camera {camera.address} moves {step} towards the goal per frame without going past it. Words; sums wrap, comparisons are unsigned.",
        f"goal = hero + (left ? -{ahead} : {ahead}); cam moves by at most {step} to goal. hero {hero.address}, cam {camera.address} (words, unsigned compare), left = {facing.address} & ${bit:02X}.",
        f"How do I shift the view in the walking direction smoothly? hero x (word) {hero.address}; facing byte {facing.address}, ${bit:02X} = left; look-ahead {ahead}; camera x (word) {camera.address} approaches hero +/- {ahead}, at most {step} per call, stopping exactly on it. Unsigned.",
        f"Write a camera routine. The point to be centred lies {ahead} in front of the hero at {hero.address}: to the left if mask ${bit:02X} of {facing.address} is on, else to the right. {camera.address} approaches it by {step}, or by less if it's nearer than that; when equal it stays. 16-bit, unsigned, additions modulo 65536.",
    )


def camera_zone(draw: Drawer) -> Made:
    zones = draw.one(3, 4)
    lows, total = [], draw.rng.randrange(0x40)
    for _ in range(zones):
        lows.append(total)
        total += draw.rng.randrange(0x140, 0x400)
    left = Table("ZoneLeftTable", "left limit", tuple(lows), 16)
    right = Table("ZoneRightTable", "right limit", tuple(low + draw.rng.randrange(0x20, 0x130) for low in lows), 16)
    zone, hero, camera = draw.variable(8, below=zones), draw.variable(16), draw.variable(16)
    program = (
        put(camera, Saturating("subtract", Read(hero), Number(0x80, 16), 0)),
        If(check(camera, "<", at(left, zone)), (put(camera, at(left, zone)),)),
        If(check(camera, ">", at(right, zone)), (put(camera, at(right, zone)),)),
    )
    return program, (
        f"The camera {camera.address} shows the hero in the middle (his x {hero.address} minus 128, not below 0) but stays within the limits of zone {zone.address} (0-{zones - 1}): left limits {listed(left)}, right limits {listed(right)}. Words, unsigned.",
        f"{camera.address} = clamp(max({hero.address} - $80, 0), L[z], R[z]); z = {zone.address} < {zones}; L = {listed(left)}; R = {listed(right)}. 16-bit.",
        f"How do I lock the scrolling per area? Area index byte {zone.address}, below {zones}. Camera word {camera.address} = hero word {hero.address} - 128 without underflow, then at least {listed(left)} and at most {listed(right)}, entry by area.",
        f"Write a scroll routine with zones. Half a screen, 128 pixels, is taken from the hero's column {hero.address} (stop at zero); what's outside of zone {zone.address}'s span is moved to its nearer edge; then it goes to {camera.address}. The {zones} zones begin at {listed(left)} and end at {listed(right)}, edges included. All unsigned words but the zone number, a byte.",
    )


def plank_gives_way(draw: Drawer) -> Made:
    stood, load, y, speed = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    limit, most = draw.rng.randrange(15, 90), draw.rng.randrange(4, 9)
    program = (
        If(check(load, ">=", limit), (more_up_to(speed, most), more(y, speed), Stop())),
        If(check(stood, "==", 1), (more(load),), (less_down_to(load, 0),)),
    )
    return program, (
        f"A plank that gives way: while the load {load.address} is under {limit} it grows by one in frames when the hero stands on it ({stood.address} is 1) and shrinks by one, not below 0, when he doesn't (0). From {limit} on the plank falls for good: its speed {speed.address} grows by one up to {most} and is added to its y {y.address} (wraps).",
        f"load >= {limit}: v = min(v + 1, {most}), y += v. Else load += on ? 1 : -1 (min 0). load {load.address}, on {stood.address} (0/1), v {speed.address}, y {y.address}.",
        f"How do I make a platform drop after someone has stood on it for {limit} frames? Stood-on flag {stood.address} 0/1, counter {load.address} (recovers when left, floor zero). Counter at {limit}+: speed byte {speed.address} + 1, at most {most}, then y byte {y.address} + speed; the flag no longer matters.",
        f"Write a routine for rotten wood. It has cracked when {load.address} is at least {limit}: then it sinks by {speed.address} a frame ({y.address} grows), a speed that first gains one but isn't over {most}. Sound wood adds a point to {load.address} under a foot (1 in {stood.address}) and loses a point, if it has any, without (0).",
    )


def clear_view_along_row(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 16, 32))
    one, other, seen = draw.variable(8, below=row.length), draw.variable(8, below=row.length), draw.variable(8)
    own = Algorithms(draw).own
    place, last = own("place"), own("last")
    program = (
        put(seen, 1),
        put(place, Binary("min", Read(one), Read(other))),
        put(last, Binary("max", Read(one), Read(other))),
        While(
            check(place, "<", last),
            (when(check(at(row, place), ">=", 0x80), put(seen, 0)), more(place)),
        ),
    )
    return program, (
        f"Line of sight in a row of {row.length} cells ({where(row)}; bit 7 set = wall): can somebody in cell {one.address} see cell {other.address}? {seen.address} = 1 unless there is a wall in a cell from the smaller of the two numbers up to, but without, the larger; then 0. Both numbers are below {row.length}.",
        f"{seen.address} = no i in [min(a, b), max(a, b)) with row[i] >= $80; a {one.address}, b {other.address} < {row.length}; row {where(row)}; 1/0.",
        f"How do I check that no wall stands between two columns? Tiles {where(row)}, solid when >= $80. Ends {one.address} and {other.address} in any order; test from the lower end inclusive to the upper end exclusive. Byte {seen.address}: 1 clear, 0 blocked. Equal ends are clear.",
        f"Write a view test for guards in a corridor. The tiles are the {where(row)}; a negative one blocks. Look at all tiles from the leftmost of the columns {one.address} and {other.address} to just before the rightmost one (either may be left; each < {row.length}) and tell in {seen.address} whether the view is free (1) or not (0).",
    )


def groups_collide(draw: Drawer) -> Made:
    xs, groups = draw.one(draw.slots, draw.records)(8, 8)
    x, mask, touched = draw.variable(8), draw.variable(8), draw.variable(8)
    near = draw.rng.randrange(6, 24)
    close = Compared("<", Binary("distance", Read(Here(xs)), Read(x)), Number(near))
    program = (
        put(touched, 0),
        Each(
            (xs, groups),
            (
                when(
                    Compared("!=", masked(Here(groups), mask), Number(0)),
                    when(close, put(touched, joined(touched, Here(groups)))),
                ),
            ),
        ),
    )
    return program, (
        f"Collision by groups: object at x {x.address} reacts to the groups in {mask.address}. Each of {xs.length} others has x ({where(xs)}) and group bits ({where(groups)}). {touched.address} = all group bits, or-ed together, of those that share a bit with the mask and are less than {near} pixels away (unsigned).",
        f"t = 0; for i: if g[i] & {mask.address} and |x[i] - {x.address}| < {near}: t |= g[i]; {touched.address} = t. x {where(xs)}; g {where(groups)}.",
        f"How do I do collision layers? Layers of object i: {where(groups)}; position: {where(xs)}; mine: {x.address}, my mask {mask.address}. Ignore layers & mask == 0; distance under {near} touches; OR the touched ones' layer bytes into {touched.address}, 0 if none.",
        f"Write a routine that finds what my sprite touches. It's at column {x.address} and cares only for things with some bit of {mask.address} in their class. There are {xs.length}: columns in the {where(xs)}, classes in the {where(groups)}. Gather the class bits of all that matter and lie closer than {near} columns in {touched.address}; nothing touched means zero.",
    )


def recoil_fades(draw: Drawer) -> Made:
    x, push = draw.variable(16), draw.variable(8, signed=True)
    stun, pause = draw.variable(8), draw.rng.randrange(5, 40)
    program = (
        If(check(push, "==", 0), (put(stun, 0), Stop())),
        more(x, Widened(Read(push), True)),
        If(
            Bits(Read(push), 0x80, "any"),
            (more(push),),
            (less(push),),
        ),
        when(check(push, "==", 0), put(stun, pause)),
    )
    return program, (
        f"Fading recoil: the signed byte {push.address} is added to the x word {x.address} and then moves one towards 0. When that makes it 0, the stun timer {stun.address} is {pause}. If it was 0 from the start only the stun timer is cleared.",
        f"p == 0: stun = 0. Else x += p (sign-extended), p -= sign(p), p == 0: stun = {pause}. p {push.address}, x word {x.address}, stun {stun.address}.",
        f"How do I slide a hit enemy with a push that dies away? Push: signed byte {push.address}, 1 closer to zero per frame after it has moved the 16-bit x {x.address}. Just ended: {stun.address} = {pause}. Not pushed at all: {stun.address} = 0.",
        f"Write the after-effects of a blow. With no push left in {push.address}, {stun.address} becomes 0. Otherwise the push, a number from -128 to 127, displaces {x.address} (16 bits) and weakens by one; the frame in which it's spent sets {stun.address} to {pause}.",
    )


def ring_of_shots(draw: Drawer) -> Made:
    angles, active = draw.slots(8, 8)
    start, step = draw.variable(8), draw.one(0x10, 0x20, 0x18, 0x0C)
    angle = Algorithms(draw).own("angle")
    turn = draw.one(3, 5, 7)
    program = (
        put(angle, start),
        Each(
            (angles, active),
            (when(check(Here(active), "==", 0), put(Here(angles), angle), put(Here(active), 1), more(angle, step)),),
        ),
        more(start, turn),
    )
    return program, (
        f"Spiral of bullets: all free slots (0 in the {where(active)}) get a bullet (1). Their angles ({where(angles)}) are {start.address} for the first, then ${step:02X} more for each next one. Slots in use stay. Afterwards {start.address} goes on by {turn}. Bytes wrap.",
        f"a = s; for each i with act[i] == 0: ang[i] = a, act[i] = 1, a += ${step:02X}. s += {turn}. s {start.address}, act {where(active)}, ang {where(angles)}.",
        f"How do I fire a fan of shots into the unused slots? act: {where(active)} (0 = unused); angle: {where(angles)}; base angle {start.address}; spacing ${step:02X}, only used slots advance it; next time the base is {turn} further.",
        f"Write a bullet pattern. Start with the angle in {start.address}. Go through {angles.length} slots: an idle one (its byte among the {where(active)} is 0) is made active (1), is given the angle (the {where(angles)}), and the angle turns by {step}. Busy ones are passed over. In the end add {turn} to {start.address} for the next volley.",
    )


def aims_ahead(draw: Drawer) -> Made:
    me, target, speed, aim = draw.variable(8), draw.variable(8), draw.variable(8, signed=True), draw.variable(8)
    shift = draw.one(3, 4, 5)
    times = Algorithms(draw).own("frames")
    program = (
        put(times, Shifted(Binary("distance", Read(me), Read(target)), "right", shift)),
        put(aim, target),
        Repeat(Read(times), (more(aim, speed),)),
    )
    return program, (
        f"Aim ahead of a moving target: a shot flies {1 << shift} pixels a frame, so it takes t = |{me.address} - {target.address}| / {1 << shift} frames (rounded down) from me to the target; {aim.address} = target + t * {speed.address}, the target's speed per frame (signed, modulo 256). Positions are unsigned bytes.",
        f"t = |me - tgt| >> {shift}; aim = tgt + t * v (8-bit wrap). me {me.address}, tgt {target.address}, v {speed.address}, aim {aim.address}.",
        f"How do I lead a target? shooter x {me.address}, target x {target.address}, target velocity {speed.address} (signed byte). Flight time = unsigned distance / {1 << shift}, no fraction. Where it'll be then goes into {aim.address}, mod 256.",
        f"Write a routine that predicts where to shoot. The gap between the bytes {me.address} and {target.address}, without sign, shifted right {shift} times, is how many frames the arrow needs. The prey runs {speed.address} pixels a frame (two's complement). Store its place after that many frames in {aim.address}; overflow is dropped.",
    )


def no_tunnelling(draw: Drawer) -> Made:
    x, speed, wall, hit = draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(8)
    moved = Algorithms(draw).own("moved", 16)
    program = (
        put(hit, 0),
        put(moved, plus(x, Widened(Read(speed)))),
        If(Both(check(x, "<", wall), check(moved, ">=", wall)), (put(moved, minus(wall, 1)), put(hit, 1))),
        put(x, moved),
    )
    return program, (
        f"Fast bullets must not skip a wall: the bullet moves right from {x.address} by the byte {speed.address}. If it was left of the wall's x {wall.address} and would now be at it or beyond, it stops one pixel before the wall and {hit.address} is 1; otherwise {hit.address} is 0. Words, unsigned, mod 65536.",
        f"n = x + v; hit = x < w && n >= w; hit: n = w - 1; x = n. x word {x.address}, v byte {speed.address}, w word {wall.address}, hit byte {hit.address} (1/0).",
        f"How do I stop a fast shot from tunnelling? old x {x.address}, new x = old + {speed.address} (byte). Wall {wall.address} crossed if old < wall <= new (16-bit unsigned): x = wall - 1 and flag {hit.address} = 1. Not crossed: x = new, flag 0.",
        f"Write a sweep test. A bolt at {x.address} (two bytes) flies {speed.address} pixels to the right in this frame. Should the wall's column {wall.address} (two bytes) lie ahead of it and be reached or passed, the bolt sticks in the column in front of the wall, and {hit.address} = 1. In any other case it flies on freely, and {hit.address} = 0.",
    )


def slide_on_ice_row(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 16))
    place, steps = draw.variable(8, below=row.length), draw.variable(8)
    own = Algorithms(draw).own
    here, ahead = own("here"), own("stop")
    program = (
        put(here, place),
        put(ahead, 0),
        put(steps, 0),
        While(
            Both(check(here, "<", row.length - 1), check(ahead, "==", 0)),
            (
                If(
                    check(at(row, plus(here, 1)), "<", 0x80),
                    (more(here), more(steps)),
                    (put(ahead, 1),),
                ),
            ),
        ),
        put(place, here),
    )
    return program, (
        f"Ice puzzle: the hero in cell {place.address} (below {row.length}) slides right until the next cell is solid ($80 or more in the {where(row)}) or the row ends (cell {row.length - 1}). Store where he stops back to {place.address} and how many cells he slid to {steps.address}.",
        f"n = 0; while p < {row.length - 1} and row[p + 1] < $80: ++p, ++n. p {place.address} < {row.length}, n {steps.address}, row {where(row)}.",
        f"How do I slide a crate to the right until something stops it? Cells {where(row)}, bit 7 = obstacle; index {place.address} (0 to {row.length - 1}); last cell is the edge. Updated index and number of steps ({steps.address}).",
        f"Write a push on a frozen row of {row.length} tiles at {row.address}. Starting with tile {place.address} the block glides to higher tiles one by one as long as there is a next tile and its byte isn't negative. Put its final tile in {place.address} and the distance in {steps.address} (0 if it could not move).",
    )


def sparks_die(draw: Drawer) -> Made:
    life, ys = draw.one(draw.slots, draw.records)(8, 8)
    left, rise = draw.variable(8), draw.one(1, 2, 3)
    hidden = draw.one(0xE0, 0xF0)
    program = (
        put(left, 0),
        Each(
            (life, ys),
            (
                when(
                    check(Here(life), "!=", 0),
                    less(Here(life)),
                    If(
                        check(Here(life), "==", 0),
                        (put(Here(ys), hidden),),
                        (less(Here(ys), rise), more(left)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Sparks: each particle with a life other than 0 ({where(life)}) gets one frame older (life - 1). If that ends it, its y ({where(ys)}) is ${hidden:02X}, off the screen; otherwise it rises by {rise} and counts as alive in {left.address}.",
        f"for i with life[i]: --life[i]; 0 -> y[i] = ${hidden:02X}, else y[i] -= {rise}, ++n. {left.address} = n. life {where(life)}; y {where(ys)}.",
        f"How do I update a particle list? Life: {where(life)}, 0 unused. y: {where(ys)}. Used ones: life down by 1; still alive: y - {rise} (wraps); just died: y = ${hidden:02X}. Number still alive -> {left.address}.",
        f"Write a routine for {life.length} sparks of a fire. Unused ones have a lifetime of zero and aren't touched. The others' lifetimes (the {where(life)}) shrink by one; those that are left with none are hidden at line ${hidden:02X}, the rest climb {rise} lines (the {where(ys)}). How many climb goes to {left.address}.",
    )


def stomp_or_hurt(draw: Drawer) -> Made:
    fall, feet, head, hp, foe = (
        draw.variable(8, signed=True),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
    )
    hurt, up = draw.rng.randrange(1, 12), draw.rng.randrange(0xC0, 0xF0)
    program = (
        If(
            Both(check(fall, ">", 0, True), check(feet, "<", plus(head, 6))),
            (put(foe, 0), put(fall, up)),
            (less_down_to(hp, 0, hurt),),
        ),
    )
    return program, (
        f"Hero touches enemy: if he is falling (speed {fall.address} > 0, signed) and his feet {feet.address} are above the enemy's head {head.address} + 6 (less than it, unsigned bytes, the sum wraps), the enemy's health {foe.address} becomes 0 and he bounces (speed ${up:02X}). Otherwise he loses {hurt} of {hp.address}, down to 0.",
        f"vy > 0 (signed) && feet < head + 6: foe = 0, vy = ${up:02X}. Else hp = max(hp - {hurt}, 0). vy {fall.address}, feet {feet.address}, head {head.address}, foe {foe.address}, hp {hp.address}.",
        f"How do I tell a stomp from a bump? vertical speed {fall.address} (two's complement, positive = down), feet y {feet.address}, enemy top y {head.address}; stomp when moving down with feet less than top + 6 (8-bit, unsigned). Stomp: {foe.address} = 0 and speed ${up:02X}; bump: {hurt} off {hp.address}, floor zero.",
        f"Write what follows when hero and turtle meet. Moving downwards ({fall.address} signed and above 0) with the soles {feet.address} less than 6 under the shell's top {head.address}, that is {feet.address} < top + 6 as unsigned bytes modulo 256, he kills it (0 to {foe.address}) and is thrown up with speed ${up:02X}. Else it is he who suffers: {hp.address} minus {hurt}, zero at worst.",
    )


def floats_in_water(draw: Drawer) -> Made:
    y, speed, surface = draw.variable(8), draw.variable(8, signed=True), draw.variable(8)
    lift, weight, most = draw.one(1, 2), draw.one(1, 2), draw.rng.randrange(4, 12)
    program = (
        If(check(y, ">", surface), (less(speed, lift),), (more(speed, weight),)),
        If(check(speed, ">", most, True), (put(speed, most),)),
        If(check(speed, "<", -most, True), (put(speed, -most),)),
        more(y, speed),
    )
    return program, (
        f"A barrel bobs in the water: below the surface (y {y.address} > {surface.address}, unsigned) its signed speed {speed.address} drops by {lift}, otherwise it grows by {weight}; then it's limited to -{most} to {most} and added to y.",
        f"v += y > s ? -{lift} : {weight}; v = clamp(v, -{most}, {most}) signed; y += v. y {y.address}, s {surface.address}, v {speed.address}, bytes.",
        f"How do I do buoyancy? depth y {y.address}, water line {surface.address} (unsigned), velocity {speed.address} (signed byte, down positive): under water -{lift} per frame, else +{weight}; at most {most} either way; y moves by it. 8-bit wrap in the sums.",
        f"Write a routine that lets a raft float. Deeper than the water's line (byte {y.address} greater than {surface.address}) it is pushed upwards, {lift} less in {speed.address}; elsewhere it sinks, {weight} more. No speed beyond {most} up or down (two's complement) is kept. The speed moves {y.address}. Overflow of either sum is ignored.",
    )


def coins_drawn_in(draw: Drawer) -> Made:
    xs, taken = draw.one(draw.slots, draw.records)(8, 8)
    hero, purse = draw.variable(8), draw.variable(16)
    reach, value = draw.rng.randrange(24, 80), draw.one(1, 5, 10)
    far = Algorithms(draw).own("gap")
    program = (
        Each(
            (xs, taken),
            (
                put(far, Binary("distance", Read(Here(xs)), Read(hero))),
                when(
                    Both(check(Here(taken), "==", 0), check(far, "<", reach)),
                    If(
                        check(far, "<", 3),
                        (put(Here(taken), 1), more(purse, value)),
                        (If(check(Here(xs), "<", hero), (more(Here(xs), 2),), (less(Here(xs), 2),)),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Coin magnet: of {xs.length} coins (x: {where(xs)}; taken marks: {where(taken)}, 0 = not taken), each free one nearer than {reach} to the hero's x {hero.address} moves 2 pixels towards him, or, if it's nearer than 3, is taken (1) and adds {value} to the word {purse.address}. Unsigned.",
        f"for i, !t[i]: d = |x[i] - h|; d < 3: t[i] = 1, purse += {value}; d < {reach}: x[i] += x[i] < h ? 2 : -2. x {where(xs)}; t {where(taken)}; h {hero.address}; purse word {purse.address}.",
        f"How do I attract pickups within {reach} pixels? Positions {where(xs)}; states {where(taken)} (nonzero = gone, skip); hero {hero.address}. Closer than 3: state 1 and 16-bit {purse.address} + {value}. Else closer than {reach}: 2 nearer. Farther: left alone.",
        f"Write a magnet ring. It works on {xs.length} jewels that aren't taken yet (their marks, the {where(taken)}, are zero) at the columns in the {where(xs)}. One under 3 columns from {hero.address} goes into the bag: mark 1, {value} more in {purse.address} (two bytes). One under {reach} columns creeps two columns closer. The rest don't move.",
    )


RECIPES = (
    ricochet,
    grenade_hops,
    platform_stops,
    looks_ahead,
    camera_zone,
    plank_gives_way,
    clear_view_along_row,
    groups_collide,
    recoil_fades,
    ring_of_shots,
    aims_ahead,
    no_tunnelling,
    slide_on_ice_row,
    sparks_die,
    stomp_or_hurt,
    floats_in_water,
    coins_drawn_in,
)
