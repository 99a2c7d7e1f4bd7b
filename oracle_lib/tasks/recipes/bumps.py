"""Contacts and forces: knock-back, gravity, walls, ladders, ground, blasts, swings."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Half,
    Here,
    If,
    Index,
    Read,
    Repeat,
    Shifted,
    Stop,
    Swap,
    Switch,
    Table,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    less,
    less_down_to,
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def knock_back_by_weight(draw: Drawer) -> Made:
    weight, speed = draw.variable(8, below=4), draw.variable(8)
    enemy, hitter, power = draw.variable(16), draw.variable(16), draw.variable(8, below=0x40)
    push = Algorithms(draw).own("push")
    program = (
        put(push, power),
        Repeat(Read(weight), (put(push, Shifted(Read(push), "right", 1)),)),
        put(speed, either(check(enemy, "<", hitter), Unary("negate", Read(push)), push)),
    )
    return program, (
        f"Knock-back: the blow's power {power.address} (below 64) is halved once per weight step {weight.address} (0 to 3) and becomes the enemy's x speed {speed.address}, negated if the enemy (x {enemy.address}) is left of the attacker (x {hitter.address}), unsigned words.",
        f"v = pow >> w; byte[{speed.address}] = ex < ax ? -v : v. pow {power.address} (< 64), w {weight.address} (0-3), words ex {enemy.address}, ax {hitter.address}.",
        f"How do I push heavy enemies less than light ones? Weight class {weight.address} is 0, 1, 2 or 3 and each step halves the push (fractions dropped). Full push: byte {power.address}, at most 63. Away from the hitter: the signed speed byte {speed.address} is negative when the enemy's x word {enemy.address} is smaller than the hitter's {hitter.address}, otherwise positive.",
        f"recoil speed -> {speed.address} (s8) = {power.address} >> {weight.address}, sign: away from {hitter.address}; enemy x {enemy.address}; same x pushes right.",
    )


def gravity_by_medium(draw: Drawer) -> Made:
    medium, speed = draw.variable(8, below=4), draw.variable(16, signed=True)
    pulls = Table("GravityTable", "gravity", tuple(draw.rng.sample(range(4, 64), 4)))
    tops = Table("TopSpeedTable", "top speed", tuple(draw.rng.sample(range(0x80, 0x480), 4)), 16)
    program = (
        more(speed, Widened(Read(at(pulls, medium)))),
        when(check(speed, ">", at(tops, medium), signed=True), put(speed, at(tops, medium))),
    )
    names = "air, water, mud, honey"
    return program, (
        f"Gravity depends on the medium {medium.address} (0 to 3: {names}): add {listed(pulls)} to the signed fall speed word {speed.address}, then limit it to {listed(tops)} (downwards only).",
        f"v += g[m]; if v > top[m]: v = top[m]. v signed word {speed.address}, m {medium.address} < 4, g = {listed(pulls)}, top = {listed(tops)}.",
        f"How do I make the hero sink slowly in water and fast in air? What he is in: byte {medium.address}, below 4. His vertical speed, a two's complement word at {speed.address} (positive is down), grows each frame by {', '.join(map(str, pulls.values))} for media 0 to 3 and may then be {', '.join(map(str, tops.values))} at most. Upward speeds have no limit.",
        f"vy {speed.address} (s16) += g, clamp to terminal velocity from above; by medium [{medium.address}] 0-3: g {listed(pulls)}, max {listed(tops)}.",
    )


def wall_slide(draw: Drawer) -> Made:
    pad, wall, speed, sliding = (
        draw.variable(8),
        draw.variable(8, below=3),
        draw.variable(16, signed=True),
        draw.variable(8),
    )
    slow = draw.one(0x40, 0x60, 0x80, 0xC0)
    program = (
        put(sliding, 0),
        when(
            Either(
                Both(check(wall, "==", 1), Bits(Read(pad), 0x02, "any")),
                Both(check(wall, "==", 2), Bits(Read(pad), 0x01, "any")),
            ),
            when(check(speed, ">", slow, signed=True), put(speed, slow), put(sliding, 1)),
        ),
    )
    return program, (
        f"Wall slide: {wall.address} is 0 for no wall, 1 for one on the left, 2 on the right. Who holds the pad ({pad.address}: $02 left, $01 right) towards the wall and falls faster than ${slow:02X} (signed word {speed.address}) falls at ${slow:02X}, and {sliding.address} is 1. In all other cases {sliding.address} is 0.",
        f"s = 0; if (w == 1 and pad & 2) or (w == 2 and pad & 1): if vy > ${slow:02X}: vy = ${slow:02X}, s = 1. w {wall.address} < 3, pad {pad.address}, vy s16 {speed.address}, s {sliding.address}.",
        f"How do I brake the fall when the player presses against a wall? Wall byte {wall.address}: 1 left, 2 right, 0 none. High pad byte {pad.address}, Left is bit 1 and Right bit 0. The y speed is a word at {speed.address}, two's complement, down positive; above ${slow:02X} it becomes ${slow:02X} and I want a 1 in {sliding.address}, which is 0 otherwise, also when he is slower than that.",
        f"wall cling: [{wall.address}] 1=L 2=R, pad hi byte {pad.address} held in that direction, vy {speed.address} > ${slow:02X} (signed) -> cap it + {sliding.address}=1, else {sliding.address}=0.",
    )


def wall_jump(draw: Drawer) -> Made:
    press, wall, side, rise = draw.variable(8), draw.variable(8, below=3), draw.variable(16), draw.variable(16)
    out, up = draw.one(0x100, 0x180, 0x200), draw.one(0x300, 0x400, 0x480)
    program = (
        when(Either(check(wall, "==", 0), Bits(Read(press), 0x80, "none")), Stop()),
        put(rise, -up),
        put(side, either(check(wall, "==", 1), value(out, 16), value(-out, 16))),
        put(wall, 0),
    )
    return program, (
        f"Wall jump: if B (bit 7 of {press.address}) was pressed while a wall touches the hero ({wall.address} 1 left, 2 right, 0 none), y speed {rise.address} = -${up:X}, x speed {side.address} = ${out:X} away from the wall (negative is left; words), {wall.address} = 0.",
        f"if w and press & $80: vy = -${up:X}, vx = w == 1 ? ${out:X} : -${out:X}, w = 0. w {wall.address} (0-2), press {press.address}, words vy {rise.address}, vx {side.address}.",
        f"How do I kick off walls? {wall.address} says where one is: 1 at the left, 2 at the right, 0 nowhere (valid). New buttons of the high byte in {press.address}, B is $80. A kick sets the speeds, 16-bit two's complement: up by ${up:X} at {rise.address} (down is positive), and sideways ${out:X} at {side.address}, rightwards from a left wall. He touches no wall afterwards.",
        f"B pressed ({press.address} & $80) and wall [{wall.address}] != 0 -> vx {side.address} = +${out:X} for wall 1 / -${out:X} for wall 2, vy {rise.address} = -${up:X}, wall = 0.",
    )


def climbs_ladder_in_middle(draw: Drawer) -> Made:
    place, pad, climbing = draw.variable(16), draw.variable(8), draw.variable(8)
    ladder = draw.variable(16)
    slack = draw.one(3, 4, 5, 6)
    program = (
        when(Bits(Read(pad), 0x08, "none"), Stop()),
        when(
            check(Binary("distance", Read(place), Read(ladder)), "<=", slack),
            put(place, ladder),
            put(climbing, 1),
        ),
    )
    return program, (
        f"If Up is held ($08 in {pad.address}) and the hero's x {place.address} is within {slack} px of the ladder's {ladder.address} (words), put him exactly on it and set {climbing.address} to 1.",
        f"if pad & 8 and |x - lx| <= {slack}: x = lx, climb = 1. pad {pad.address}, x word {place.address}, lx word {ladder.address}, climb {climbing.address}.",
        f"How do I grab a ladder a bit generously? Pressing Up (bit 3 of the byte {pad.address}) near it is enough: the x positions (hero {place.address}, ladder {ladder.address}, unsigned words) may differ by {slack} at most. He is then moved to the ladder's x and {climbing.address} becomes 1; too far away or without Up nothing changes.",
        f"ladder snap, tolerance {slack}px: {place.address} -> {ladder.address}, flag {climbing.address} = 1, only while {pad.address} bit 3 (Up).",
    )


def layers_may_touch(draw: Drawer) -> Made:
    layers, masks = draw.slots(8, 8)
    layer, mask, first, count = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        put(first, 0xFF),
        Each(
            (layers, masks),
            (
                when(
                    Both(
                        check(masked(Here(layers), mask), "!=", 0),
                        check(masked(Here(masks), layer), "!=", 0),
                    ),
                    when(check(first, "==", 0xFF), put(first, Index())),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Collision layers: two objects may touch if each one's layer bits meet the other's mask. Mine: layer {layer.address}, mask {mask.address}. The {layers.length} others: layers from {layers.address}, masks from {masks.address} (bytes). Count those I may touch at {count.address}, the first one's number to {first.address} ($FF if none).",
        f"ok(i) = (L[i] & m) != 0 and (M[i] & l) != 0; n = #ok, f = first ok or $FF. L {layers.address}, M {masks.address}, {layers.length} each; l {layer.address}, m {mask.address}; n {count.address}, f {first.address}.",
        f"How do I filter collision pairs by layer and mask? My object is on the layers in {layer.address} and collides with those in {mask.address}, bits. Of {layers.length} objects, layer bytes {layers.address}, mask bytes {masks.address}, a pair counts when my mask has a bit of its layer and its mask has a bit of mine. I need the number ({count.address}) and the lowest index ({first.address}, $FF without any).",
        f"mutual filter (theirs & [{mask.address}] and theirmask & [{layer.address}]) over {layers.length} objects {layers.address}/{masks.address}: count {count.address}, first index {first.address}.",
    )


def hurt_by_fall(draw: Drawer) -> Made:
    top, ground, health = draw.variable(16), draw.variable(16), draw.variable(8)
    safe, shift = draw.one(48, 64, 80, 96), draw.one(2, 3, 4)
    drop = Algorithms(draw).own("drop", 16)
    program = (
        when(check(ground, "<=", top), Stop()),
        put(drop, minus(ground, top)),
        when(check(drop, "<=", safe), Stop()),
        put(drop, Shifted(minus(drop, safe), "right", shift)),
        when(check(drop, ">", 255), put(drop, 255)),
        less_down_to(health, 0, Half(Read(drop), False)),
    )
    return program, (
        f"Fall damage: the hero left the ground at y {top.address} and lands at y {ground.address} (words, y grows downwards). {safe} px are harmless; every full {1 << shift} px beyond cost one health point ({health.address}, not below 0).",
        f"d = gy - ty; if gy > ty and d > {safe}: hp = max(hp - ((d - {safe}) >> {shift}), 0). ty word {top.address}, gy word {ground.address}, hp byte {health.address}; unsigned.",
        f"How do I punish long falls? Start height {top.address}, landing height {ground.address}, both 16-bit y coordinates (greater is lower). Landing higher or at most {safe} pixels lower does nothing. Otherwise divide what exceeds {safe} by {1 << shift}, rounding down, and take that from {health.address}, a byte that stops at 0 however deep the fall was.",
        f"hp {health.address} -= (fall - {safe}) / {1 << shift} (floor, hp >= 0) where fall = word {ground.address} - word {top.address}, only if positive and > {safe}.",
    )


def speeds_exchanged(draw: Drawer) -> Made:
    left, right = draw.variable(16), draw.variable(16)
    first, second, hits = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    touch = draw.one(8, 12, 16)
    program = (
        when(
            Both(
                check(Binary("distance", Read(left), Read(right)), "<", touch),
                Either(
                    Both(check(left, "<=", right), check(first, ">", second, signed=True)),
                    Both(check(left, ">", right), check(first, "<", second, signed=True)),
                ),
            ),
            Swap(first, second),
            more(hits),
        ),
    )
    return program, (
        f"Two equally heavy balls on a line: if they are less than {touch} px apart (x words {left.address}, {right.address}) and approach each other, they exchange their signed speeds {first.address} and {second.address} (bytes) and {hits.address} goes up. They approach if the one at the smaller x is the faster one to the right (same x: the first counts as the left one).",
        f"if |x1 - x2| < {touch} and (x1 <= x2 ? v1 > v2 : v1 < v2): swap(v1, v2), ++n. x1 {left.address}, x2 {right.address} unsigned words; v1 {first.address}, v2 {second.address} s8; n {hits.address}.",
        f"How do I let pool balls collide elastically in one dimension? Ball 1: x word {left.address}, speed byte {first.address}; ball 2: {right.address}, {second.address}. Speeds are two's complement. Contact is a distance below {touch}. Exchange the speeds only while they close in (left one's speed greater than the right one's), or they would stick; ball 1 is the left one if x is equal. Count contacts of that kind in {hits.address}.",
        f"elastic 1D hit: dist < {touch} & closing -> swap speeds ({first.address}, {second.address}), count {hits.address}; x {left.address}, {right.address}.",
    )


def corner_nudge(draw: Drawer) -> Made:
    y, blocked = draw.variable(16), draw.variable(8, below=4)
    slack = draw.one(3, 4, 5)
    inside = Algorithms(draw).own("inside", 16)
    program = (
        put(inside, masked(y, 15)),
        Switch(
            Read(blocked),
            (
                (1, (when(check(inside, "<=", slack), less(y, 1)),)),
                (2, (when(check(inside, ">=", 16 - slack), more(y, 1)),)),
            ),
        ),
    )
    return program, (
        f"Corner help for a walking hero: y {y.address} (word), {blocked.address} (0 to 3) says which of his feet points hit a wall: 1 the lower one only, 2 the upper one only (0 none, 3 both: no help). With 1 and y mod 16 at most {slack} he moves up one px; with 2 and y mod 16 at least {16 - slack} down one px.",
        f"m = y & 15; b == 1 and m <= {slack}: --y; b == 2 and m >= {16 - slack}: ++y. y word {y.address}, b {blocked.address} < 4.",
        f"How do I slide the hero around corners like in Zelda? He walks sideways and is stopped by a corner only: {blocked.address} is 1 if just his lower edge is stopped, 2 if just the upper (0 and 3: leave him). If he overlaps the 16 px grid line by a little, at most {slack} pixels, push his y word {y.address} by one towards the line: up (minus) for 1 when y's low nibble is 0 to {slack}, down for 2 when it is {16 - slack} to 15.",
        f"nudge {y.address} (u16) toward the tile border: code [{blocked.address}] 1 & y%16 <= {slack} -> -1; code 2 & y%16 >= {16 - slack} -> +1; rest nothing.",
    )


def drag_by_ground(draw: Drawer) -> Made:
    ground, speed = draw.variable(8, below=4), draw.variable(16, signed=True)
    drags = Table("DragTable", "drag", tuple(draw.rng.sample(range(1, 48), 4)))
    own = Algorithms(draw).own
    size_of, drag = own("size", 16), own("drag", 16)
    program = (
        put(drag, Widened(Read(at(drags, ground)))),
        put(size_of, Unary("magnitude", Read(speed))),
        If(
            check(size_of, "<=", drag),
            (put(speed, 0),),
            (If(check(speed, "<", 0, signed=True), (more(speed, drag),), (less(speed, drag),)),),
        ),
    )
    told = ", ".join(map(str, drags.values))
    return program, (
        f"Ground friction: the signed speed word {speed.address} comes nearer to 0 by {told} on grounds 0 to 3 (byte {ground.address}), without going past 0.",
        f"f = ({told})[g]; v = |v| <= f ? 0 : v < 0 ? v + f : v - f. v s16 {speed.address}, g {ground.address} < 4. ($8000 has the magnitude $8000, unsigned.).",
        f"How do I make ice slippery and mud sticky? {ground.address} is the floor's type, below 4, and each type has its friction: {listed(drags)}. Take it off the magnitude of the two's complement x speed at {speed.address} (16 bits); if the friction is at least the magnitude, stand still. The sign stays.",
        f"decelerate {speed.address} (s16) toward zero by table {listed(drags)}[{ground.address}], clamp at zero.",
    )


def trampoline(draw: Drawer) -> Made:
    speed, pad, bounced = draw.variable(16, signed=True), draw.variable(8), draw.variable(8)
    low, high = draw.one((0x200, 0x400), (0x280, 0x500), (0x300, 0x580))
    program = (
        when(check(speed, "<=", 0, signed=True), Stop()),
        put(speed, either(Bits(Read(pad), 0x80, "any"), value(-high, 16), value(-low, 16))),
        more_up_to(bounced, 99),
    )
    return program, (
        f"Trampoline: only if the hero is falling (signed word {speed.address} above 0) it throws him up with ${low:X}, or ${high:X} while B is held ($80 in {pad.address}); up is negative. Count the bounces in {bounced.address}, up to 99.",
        f"if vy > 0: vy = pad & $80 ? -${high:X} : -${low:X}; n = min(n + 1, 99). vy s16 {speed.address}, pad {pad.address}, n {bounced.address}.",
        f"How do I code a spring board? y speed: two's complement word {speed.address}. Rising or resting: nothing. Falling: new speed minus ${low:X}, with the jump button (bit 7 of {pad.address}) held minus ${high:X}. {bounced.address} goes up by one per bounce and stays at 99 then (also where it was beyond).",
        f"spring: vy {speed.address} > 0 -> -${low:X} / -${high:X} with B ({pad.address} bit 7); counter {bounced.address} max 99.",
    )


def blast_pushes(draw: Drawer) -> Made:
    places, speeds = draw.slots(16, 8)
    center, pushed = draw.variable(16), draw.variable(8)
    radius, shift = draw.one((32, 2), (48, 3), (64, 3), (40, 2))
    gap = Algorithms(draw).own("gap", 16)
    push = Half(Shifted(minus(value(radius, 16), gap), "right", shift), False)
    program = (
        put(pushed, 0),
        Each(
            (places, speeds),
            (
                put(gap, Binary("distance", Read(Here(places)), Read(center))),
                when(
                    check(gap, "<", radius),
                    If(
                        check(Here(places), "<", center),
                        (less(Here(speeds), push),),
                        (more(Here(speeds), push),),
                    ),
                    more(pushed),
                ),
            ),
        ),
    )
    return program, (
        f"A blast at x {center.address} pushes everything nearer than {radius} px: x words from {places.address}, x speed bytes from {speeds.address}, {places.length} objects. The speed changes by ({radius} - distance) / {1 << shift}, rounded down, away from the blast (an object at its very x goes right), wrapping. Number pushed to {pushed.address}.",
        f"d = |x[i] - c|; if d < {radius}: v[i] += (x[i] < c ? -1 : 1) * (({radius} - d) >> {shift}), ++n. x words {places.address}, v bytes {speeds.address}, {places.length} of them, c word {center.address}, n {pushed.address}.",
        f"How do I let a bomb's shock wave push barrels? Bomb x word {center.address}. Barrels: {places.length} words x at {places.address}, bytes of x speed at {speeds.address}. Strength falls with distance: {radius} minus distance, shifted right by {shift}; at {radius} and beyond nothing is felt. Barrels left of the bomb lose that speed, others gain it, modulo 256. How many were in reach: {pushed.address}.",
        f"radial impulse, r={radius}, >>{shift}: speeds {speeds.address} (8 bit, wrap) of objects {where(places)} vs center {center.address}; count -> {pushed.address}.",
    )


def gravity_flips(draw: Drawer) -> Made:
    press, flipped, speed, ground = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    bit = draw.one(0x40, 0x20, 0x10)
    start = draw.one(0x80, 0x100)
    program = (
        when(Either(Bits(Read(press), bit, "none"), check(ground, "==", 0)), Stop()),
        put(flipped, toggled(flipped, 1)),
        put(ground, 0),
        put(speed, either(Bits(Read(flipped), 1, "any"), value(-start, 16), value(start, 16))),
    )
    return program, (
        f"Gravity switch: if bit ${bit:02X} of {press.address} is set and the hero stands ({ground.address} not 0), toggle bit 0 of {flipped.address}, clear {ground.address}, and start the fall: y speed word {speed.address} = -${start:X} if the bit is set now, else ${start:X}.",
        f"if press & ${bit:02X} and ground: flip ^= 1, ground = 0, vy = flip & 1 ? -${start:X} : ${start:X}. press {press.address}, ground {ground.address}, flip {flipped.address}, vy word {speed.address}.",
        f"How do I do VVVVVV gravity? Button mask ${bit:02X} in the fresh-press byte {press.address}; it works only with ground contact ({ground.address} nonzero). Bit 0 of {flipped.address} is the direction of gravity, set for upwards; it changes, contact ends (0) and the 16-bit y speed {speed.address} becomes ${start:X} in the new direction, up being negative.",
        f"flip gravity (bit 0 of {flipped.address}) on ${bit:02X} pressed in {press.address} & grounded {ground.address}; grounded=0; vy {speed.address} = -/+${start:X} (up/down).",
    )


def blow_is_active(draw: Drawer) -> Made:
    kind, frame, active = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    opens = tuple(draw.rng.randrange(2, 12) for _ in range(4))
    lengths = tuple(draw.rng.randrange(2, 8) for _ in range(4))
    starts = Table("ActiveFromTable", "first frame", opens)
    spans = Table("ActiveFramesTable", "active frames", lengths)
    value_of = either(check(minus(frame, at(starts, kind)), "<", at(spans, kind)), 1, 0)
    program = (put(active, value_of), more(frame))
    told = "; ".join(f"{n}: {a} to {a + b - 1}" for n, (a, b) in enumerate(zip(opens, lengths, strict=True)))
    return program, (
        f"A blow hurts only in some frames of its swing, by kind of attack ({kind.address}, 0 to 3): {told}. {active.address} = 1 if the frame {frame.address} is one of them, else 0; then the frame goes up by one (wraps).",
        f"active = frame - s[k] (mod 256) < n[k]; ++frame. s = {listed(starts)}, n = {listed(spans)}; k {kind.address} < 4, frame {frame.address}, active {active.address} (1/0).",
        f"How do I know whether the sword's hit box is live? Attack {kind.address} (below 4), frames since its start {frame.address}. Attack number: live frames, both included: {told}. Write 1 or 0 to {active.address} for the present frame and advance the frame byte.",
        f"active-frame window per attack [{kind.address}]: start {list(opens)}, length {list(lengths)}. frame {frame.address} inside -> {active.address}=1 else 0. frame++ after.",
    )


def run_cycle_by_speed(draw: Drawer) -> Made:
    speed, count, picture = draw.variable(8, signed=True), draw.variable(8), draw.variable(8, below=4)
    delays = Table("RunDelayTable", "delay", (12, 8, 6, 4, 3, 2, 1, 1))
    shift = draw.one(3, 4)
    own = Algorithms(draw).own
    step = own("step")
    program = (
        when(check(speed, "==", 0), put(picture, 0), put(count, 0), Stop()),
        put(step, masked(Shifted(Unary("magnitude", Read(speed)), "right", shift), 7)),
        more(count),
        when(
            check(count, ">=", at(delays, step)),
            put(count, 0),
            put(picture, masked(plus(picture, 1), 3)),
        ),
    )
    return program, (
        f"Run animation by speed: the signed byte {speed.address} is the x speed. At 0 picture {picture.address} and counter {count.address} are 0. Otherwise the counter goes up; once it is at least entry (|speed| >> {shift} & 7) of {listed(delays)}, it is 0 again and the next of the pictures 0 to 3 comes (3 is followed by 0).",
        f"v == 0: p = c = 0; else ++c >= t[(|v| >> {shift}) & 7]: c = 0, p = (p + 1) & 3. v s8 {speed.address}, c {count.address}, p {picture.address} < 4, t = {listed(delays)}; |-128| = 128.",
        f"How do I animate Sonic's legs faster the faster he runs? x speed {speed.address}, two's complement byte. Standing: picture byte {picture.address} 0, frame counter {count.address} 0. Running: take the magnitude, shift it right by {shift}, keep 3 bits, and look up how many frames a picture stays: {', '.join(map(str, delays.values))}. Raise the counter; when it has reached that number, clear it and show the next picture (four of them, in a circle).",
        f"walk frame {picture.address} (0-3), tick {count.address}, delay table {listed(delays)} indexed by abs([{speed.address}])>>{shift}&7; idle at speed 0 -> both 0.",
    )


def ceiling_or_floor_stops(draw: Drawer) -> Made:
    above, below_it, speed, state = draw.variable(8), draw.variable(8), draw.variable(8, signed=True), draw.variable(8)
    solid = draw.one(0x80, 0x40, 0x20)
    program = (
        put(state, 0),
        If(
            check(speed, "<", 0, signed=True),
            (when(Bits(Read(above), solid, "any"), put(speed, 0), put(state, 2)),),
            (when(Bits(Read(below_it), solid, "any"), put(speed, 0), put(state, 1)),),
        ),
    )
    return program, (
        f"Vertical contact: a rising hero (signed y speed {speed.address} negative) hits his head if the tile above ({above.address}) is solid (bit ${solid:02X}): speed 0, {state.address} = 2. One who doesn't rise lands if the tile below ({below_it.address}) is solid: speed 0, {state.address} = 1. Else {state.address} = 0.",
        f"s = 0; vy < 0 ? (up & ${solid:02X} ? (vy = 0, s = 2)) : (dn & ${solid:02X} ? (vy = 0, s = 1)). vy s8 {speed.address}, up {above.address}, dn {below_it.address}, s {state.address}.",
        f"How do I stop a jump at the ceiling and a fall at the floor? Attributes of the tiles over and under him are in {above.address} and {below_it.address}, ${solid:02X} is the solid bit. His y speed byte {speed.address} is two's complement, negative upwards. Only the side he moves to counts, with speed 0 that's the floor. Contact clears the speed; {state.address} says which it was: 2 head, 1 feet, 0 none.",
        f"vy {speed.address}: up & solid above ({above.address}) -> 0, code 2; down/still & solid below ({below_it.address}) -> 0, code 1; free -> code 0. code {state.address}, solid = ${solid:02X}.",
    )


RECIPES = (
    knock_back_by_weight,
    gravity_by_medium,
    wall_slide,
    wall_jump,
    climbs_ladder_in_middle,
    layers_may_touch,
    hurt_by_fall,
    speeds_exchanged,
    corner_nudge,
    drag_by_ground,
    trampoline,
    blast_pushes,
    gravity_flips,
    blow_is_active,
    run_cycle_by_speed,
    ceiling_or_floor_stops,
)
