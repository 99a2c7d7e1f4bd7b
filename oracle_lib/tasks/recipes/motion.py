"""Movement: gravity, friction, sub-pixels, jumps, cameras, scrolling, parallax and paths."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Each,
    Either,
    Field,
    Half,
    Here,
    If,
    Item,
    Number,
    Read,
    Report,
    Saturating,
    Set,
    Shifted,
    Shove,
    Stop,
    Table,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, less_down_to, more, more_up_to, put, size, where

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def fall(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    y, speed = draw.variable(width), draw.variable(width)
    pull = draw.rng.randrange(1, 6) if width == 8 else draw.rng.randrange(8, 64)
    most = draw.rng.randrange(8, 30) if width == 8 else draw.rng.randrange(0x200, 0x800)
    return (more_up_to(speed, most, pull), more(y, Read(speed))), (
        f"Write a routine for gravity: the falling speed {speed.address} grows by {pull}, to {most} at most, and then the new speed is added to y ({y.address}). Unsigned {size(y)}s; y may wrap.",
        f"How do I let something fall with a terminal velocity? Speed {speed.address} + {pull}, ceiling {most}; y {y.address} + speed. {width} bits, speed first.",
        f"{size(y)}[{speed.address}] = min({size(y)}[{speed.address}] + {pull}, {most}); {size(y)}[{y.address}] += {size(y)}[{speed.address}].",
        f"The rock tumbles down the shaft: every call it gets {pull} faster ({speed.address}), until air stops it at {most}, and sinks by that much ({y.address}, downwards is more). Both have {width} bits.",
        f"fall step: v {speed.address} += {pull} (max ${most:X}), y {y.address} += v; {size(y)}s.",
    )


def jump(draw: Drawer) -> Made:
    button, ground, speed = draw.variable(8), draw.variable(8), draw.variable(16)
    mask, power = 1 << draw.rng.randrange(8), draw.rng.randrange(0x180, 0x600)
    ready = Both(Bits(Read(button), mask, "any"), check(ground, "!=", 0))
    return (If(ready, (put(speed, -power), put(ground, 0))),), (
        f"Write a routine that starts a jump: if ${mask:02X} of {button.address} is pressed and the hero stands on the ground ({ground.address} not 0), his vertical speed (signed word {speed.address}) becomes -{power} and {ground.address} becomes 0.",
        f"How do I jump only from the floor? Button mask ${mask:02X} in byte {button.address}; on-floor byte {ground.address}, 0 = in the air. Jump: word {speed.address} = -{power} (${0x10000 - power:04X}), on-floor = 0. Otherwise hands off.",
        f"if (byte[{button.address}] & ${mask:02X}) && byte[{ground.address}]: word[{speed.address}] = ${0x10000 - power:04X}, byte[{ground.address}] = 0.",
        f"B makes him leap (bit mask ${mask:02X} at {button.address}), but not twice in the air: {ground.address} is nonzero as long as he has ground under his boots and must be zero once he is up. The push is minus {power} into {speed.address}, two bytes.",
    )


def cut_jump(draw: Drawer) -> Made:
    button, speed = draw.variable(8), draw.variable(16, signed=True)
    mask, slow = 1 << draw.rng.randrange(8), draw.rng.randrange(0x40, 0x180)
    early = Both(Bits(Read(button), mask, "none"), check(speed, "<", -slow, signed=True))
    return (If(early, (put(speed, -slow),)),), (
        f"Write a routine for variable jump height: if the button (mask ${mask:02X} in {button.address}) is not held and the signed vertical speed word {speed.address} is below -{slow} (rising faster than that), it becomes -{slow}.",
        f"How do I shorten a jump when the player lets go? Button byte {button.address}, mask ${mask:02X}. Speed: signed word {speed.address}, negative is up. Released and speed < -{slow}: speed = -{slow} (${0x10000 - slow:04X}). Held or slower: unchanged.",
        f"if !(byte[{button.address}] & ${mask:02X}) and signed word[{speed.address}] < -{slow}: word[{speed.address}] = ${0x10000 - slow:04X}.",
        f"A tap gives a hop, a long press a leap. As soon as ${mask:02X} is off in {button.address}, an upward speed beyond {slow} is cut down to exactly that; up is negative, the speed is a two's complement word at {speed.address}.",
    )


def friction(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    speed = draw.variable(width, signed=True)
    drag = draw.rng.randrange(1, 6) if width == 8 else draw.rng.randrange(4, 60)
    weak = Compared("<=", Unary("magnitude", Read(speed)), Number(drag, width))
    program = (
        If(
            weak,
            (put(speed, 0),),
            (If(check(speed, "<", 0, signed=True), (more(speed, drag),), (less(speed, drag),)),),
        ),
    )
    return program, (
        f"Write a routine for friction: the signed {size(speed)} {speed.address} comes {drag} closer to 0; with an absolute value of {drag} or less it becomes 0.",
        f"How do I slow a sprite down in either direction without passing zero? Velocity: two's complement {size(speed)} at {speed.address}. Positive: - {drag}; negative: + {drag}; already within {drag} of 0: exactly 0.",
        f"v = signed {size(speed)}[{speed.address}]; v = |v| <= {drag} ? 0 : v > 0 ? v - {drag} : v + {drag}.",
        f"A curling stone slides to the left (negative) or right (positive) at {speed.address}, {width} bits. The ice takes {drag} off its pace per call, the last bit less, until it rests.",
    )


def sub_pixel_step(draw: Drawer) -> Made:
    place, part, speed = draw.variable(16), draw.variable(8), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, Binary("add", Widened(Read(part)), Widened(Read(speed)))),
        put(part, Half(Read(total), False)),
        more(place, Widened(Half(Read(total), True))),
    )
    return program, (
        f"Write a routine that moves by fractions of a pixel: add the speed {speed.address} (byte, 1/256 pixels) to the fraction {part.address} (byte), and where that overflows, one pixel to the position word {place.address}.",
        f"How do I move slower than a pixel a frame? Fraction byte {part.address} += speed byte {speed.address}; the carry goes into x, word {place.address}. Speed is unsigned, 256 = one pixel.",
        f"byte[{part.address}] += byte[{speed.address}]; word[{place.address}] += carry.",
        f"My cloud drifts with {speed.address}/256 pixels per call. What is not a whole pixel yet collects in {part.address}; each full one pushes the cloud ({place.address}, two bytes) one to the right.",
    )


def fixed_point_step(draw: Drawer) -> Made:
    place, speed, pixel = draw.variable(16), draw.variable(16), draw.variable(8)
    bits = draw.one(8, 8, 4)
    shown = Half(Read(place), True) if bits == 8 else Half(Shifted(Read(place), "right", 4), False)
    how = "its high byte" if bits == 8 else "bits 4 to 11 of it"
    return (more(place, Read(speed)), put(pixel, shown)), (
        f"Write a routine for fixed-point movement: add the speed word {speed.address} to the position word {place.address} ({bits} bits of fraction, wraps) and store the pixel, {how}, at {pixel.address}.",
        f"How do I update a {16 - bits}.{bits} fixed-point coordinate? Position word {place.address} += velocity word {speed.address}; then the byte {pixel.address} = {'position >> 8' if bits == 8 else '(position >> 4) & $FF'} for the OAM.",
        f"word[{place.address}] += word[{speed.address}]; byte[{pixel.address}] = {'word[' + str(place.address) + '] >> 8' if bits == 8 else '(word[' + str(place.address) + '] >> 4) & $FF'}.",
        f"The snail's position in {place.address} counts {1 << bits}ths of a pixel. One call: it advances by {speed.address} (16 bits, same unit). Where to draw it, {how}, belongs in {pixel.address} (8 bits).",
    )


def camera_follows(draw: Drawer) -> Made:
    hero, camera = draw.variable(16), draw.variable(16)
    half, last = draw.one(128, 128, 112, 120), draw.one(256, 512, 768, 1024, 0x300, 0x1F00)
    value = Binary("min", Saturating("subtract", Read(hero), Number(half, 16), 0), Number(last, 16))
    return (put(camera, value),), (
        f"Write a routine that centres the camera on the hero: camera {camera.address} = his position {hero.address} - {half}, but not below 0 and not above {last}. Unsigned words.",
        f"How do I make the camera follow the player and stop at the ends of the map? Player: word {hero.address}; camera: word {camera.address}; offset {half}; range 0 to {last}.",
        f"word[{camera.address}] = min(max(word[{hero.address}] - {half}, 0), {last}), no wrap.",
        f"Scrolling: Link ({hero.address}) should be in the middle, that is {half} pixels from the edge, except near the map's ends, where the picture stands still. The picture begins at {camera.address}, which may be 0 to ${last:X}. 16 bits.",
    )


def camera_dead_zone(draw: Drawer) -> Made:
    hero, camera = draw.variable(16), draw.variable(16)
    left = draw.rng.randrange(64, 110)
    right = draw.rng.randrange(130, 190)
    ahead = Saturating("subtract", Read(hero), Number(left, 16), 0)
    behind = Saturating("subtract", Read(hero), Number(right, 16), 0)
    program = (
        If(Compared(">", Read(camera), ahead), (put(camera, ahead), Stop())),
        If(Compared("<", Read(camera), behind), (put(camera, behind),)),
    )
    return program, (
        f"Write a routine for a camera with a dead zone: with the hero at {hero.address}, the camera {camera.address} may be from hero - {right} to hero - {left} (each 0 where it would be negative). If it is larger, set it to the upper bound; if smaller, to the lower one. Unsigned words.",
        f"How do I scroll only when the player leaves the middle of the screen? Player word {hero.address}, camera word {camera.address}. Upper limit max(player - {left}, 0), lower limit max(player - {right}, 0); clamp the camera between them.",
        f"word[{camera.address}] = clamp(word[{camera.address}], max(h - {right}, 0), max(h - {left}, 0)), h = word[{hero.address}], unsigned.",
        f"Small steps shall not shake the picture. While Link ({hero.address}) is {left} to {right} pixels from its left edge ({camera.address}) nothing scrolls. Nearer than {left}: the edge moves to {left} left of him. Farther than {right}: to {right} left of him. Negative edges count as 0; words.",
    )


def parallax(draw: Drawer) -> Made:
    camera, far, clouds = draw.variable(16), draw.variable(16), draw.variable(16)
    one, two = draw.one((1, 2), (1, 3), (2, 3), (2, 4))
    return (
        put(far, Shifted(Read(camera), "right", one)),
        put(clouds, Binary("add", Read(clouds), Number(1, 16))),
        put(clouds, Binary("max", Read(clouds), Shifted(Read(camera), "right", two))),
    ), (
        f"Write a routine for parallax scrolling: the far layer {far.address} is the camera {camera.address} divided by {1 << one}; the clouds {clouds.address} drift by 1 (wrapping) and are then at least the camera divided by {1 << two}. Unsigned words, rounded down.",
        f"How do I scroll two backgrounds at different speeds? Camera word {camera.address}. BG2 word {far.address} = camera >> {one}. BG3 word {clouds.address}: + 1, and not less than camera >> {two} after that.",
        f"word[{far.address}] = word[{camera.address}] >> {one}; word[{clouds.address}] = max(word[{clouds.address}] + 1, word[{camera.address}] >> {two}), 16-bit sum.",
        f"Mountains move 1/{1 << one} as fast as the foreground at {camera.address}: put that into {far.address}. The clouds ({clouds.address}) creep one pixel on by themselves, but if 1/{1 << two} of the foreground is further, they jump there. All two bytes, no signs.",
    )


def two_players_camera(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, two, camera = (draw.variable(width) for _ in range(3))
    return (put(camera, Binary("average", Read(one), Read(two))),), (
        f"Write a routine that points the camera between two players: {camera.address} becomes the middle of {one.address} and {two.address} (unsigned {size(one)}s), rounded down.",
        f"How do I find the midpoint of two {width}-bit positions without losing the carry? Positions {one.address} and {two.address}, midpoint to {camera.address}; (a + b) / 2 with a {width + 1}-bit sum.",
        f"{size(one)}[{camera.address}] = ({size(one)}[{one.address}] + {size(one)}[{two.address}]) / 2, sum not truncated.",
        f"Co-op: Link is at {one.address}, Zelda at {two.address}, and the picture looks at the point half-way, {camera.address}. {width} bits each, the half pixel is dropped.",
    )


def ease_in(draw: Drawer) -> Made:
    place, goal = draw.variable(16, signed=True), draw.variable(16, signed=True)
    shift = draw.rng.randrange(1, 5)
    step = Shifted(Binary("subtract", Read(goal), Read(place)), "signed right", shift)
    return (more(place, step),), (
        f"Write a routine for easing: the word {place.address} moves 1/{1 << shift} of the way to the word {goal.address}: add (goal - position) shifted right by {shift}, arithmetically; 16 bits, the difference taken as signed.",
        f"How do I glide towards a target, fast first and slower later? Position word {place.address}, target word {goal.address}. position += (target - position) >> {shift}, with an arithmetic (signed) shift.",
        f"word[{place.address}] += (signed)(word[{goal.address}] - word[{place.address}]) >> {shift}.",
        f"The menu slides in: at {place.address} now, at {goal.address} in the end (two bytes). Each frame it covers 1/{1 << shift} of the remaining signed distance, rounded towards minus infinity.",
    )


def path_by_table(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    x, step = draw.variable(16), draw.variable(8, below=count)
    values = tuple(draw.rng.choice((1, 2, 3, 4, 0xFF, 0xFE, 0xFD, 0xFC)) for _ in range(count))
    moves = Table("MoveTable", "move", values)
    shown = ", ".join(str(v - 256 if v > 127 else v) for v in values)
    program = (
        more(x, Widened(Read(Item(moves, Read(step))), signed=True)),
        put(step, Chosen(check(step, "==", count - 1), Number(0), Binary("add", Read(step), Number(1)))),
    )
    return program, (
        f"Write a routine that moves an enemy along a fixed path: add the signed step number {step.address} (0 to {count - 1}) of {shown} to the word {x.address}, then go on to the next step, after the last one to 0.",
        f"How do I script a wobbling flight? Offsets {shown}; index byte {step.address}, below {count}; x word {x.address} += offset (sign-extended); index + 1, wrapping to 0 at {count}.",
        f"i = byte[{step.address}] < {count}; word[{x.address}] += [{shown}][i]; byte[{step.address}] = (i + 1) mod {count}.",
        f"The butterfly's dance repeats after {count} figures: {shown} pixels. {step.address} says which comes now (from 0). Perform it on {x.address}, 16 bits, and point to the next.",
    )


def next_waypoint(draw: Drawer) -> Made:
    route = draw.array(8, draw.one(3, 4, 5, 6, 8))
    last = route.length - 1
    x, point = draw.variable(8), draw.variable(8, below=route.length)
    goal = Algorithms(draw).own("goal")
    onward = Chosen(check(point, "==", last), Number(0), Binary("add", Read(point), Number(1)))
    program = (
        put(goal, Read(Item(route, Read(point)))),
        If(
            check(x, "==", Read(goal)),
            (put(point, onward),),
            (If(check(x, "<", Read(goal)), (more(x),), (less(x),)),),
        ),
    )
    return program, (
        f"Write a routine that walks a route: the waypoints are {where(route)}, the current one is number {point.address} (0 to {last}). If the byte {x.address} equals it, go on to the next number (after the last 0) without moving; else {x.address} moves 1 towards it (unsigned).",
        f"How do I send an NPC round a list of stops? Stops: {where(route)}; index byte {point.address} < {route.length}; position byte {x.address}. Arrived: index + 1 modulo {route.length}, and that is all. Not arrived: one pixel nearer.",
        f"g = byte[{route.address} + byte[{point.address}]]; byte[{x.address}] == g ? byte[{point.address}] = (byte[{point.address}] + 1) mod {route.length} : byte[{x.address}] += (byte[{x.address}] < g ? 1 : -1).",
        f"The postman has {route.length} addresses ({where(route)}) and starts over after the last. {point.address} (always below {route.length}) is where he is heading, {x.address} where he is. On the doorstep he only picks the following address; on the way he takes a step of one.",
    )


def visible_on_screen(draw: Drawer) -> Made:
    x, camera, screen = draw.variable(16), draw.variable(16), draw.variable(16)
    wide = draw.one(256, 256, 272, 240)
    return (
        put(screen, Binary("subtract", Read(x), Read(camera))),
        Report(check(screen, "<", wide)),
    ), (
        f"Write a routine that turns a world position into a screen position: {screen.address} = {x.address} - {camera.address} (words, wraps); carry set if that is below {wide} (unsigned), so visible, else clear.",
        f"How do I know where to draw a sprite and if it is on screen? World x: word {x.address}; camera: word {camera.address}; screen x to the word {screen.address}. Visible (carry set): screen x < {wide} unsigned, so negative ones are not.",
        f"word[{screen.address}] = word[{x.address}] - word[{camera.address}]; carry = word[{screen.address}] < {wide}, unsigned.",
        f"Take the camera ({camera.address}) off the coordinate in {x.address} and leave the result at {screen.address}, all two bytes. If it lies from 0 to {wide - 1} there is something to see: SEC. Otherwise CLC.",
    )


def throw_in_arc(draw: Drawer) -> Made:
    height, lift = draw.variable(8, signed=True), draw.variable(8, signed=True)
    landed, pull = draw.variable(8), draw.rng.randrange(1, 5)
    program = (
        more(height, Read(lift)),
        less(lift, pull),
        If(
            check(height, "<", 0, signed=True),
            (put(height, 0), put(lift, 0), put(landed, 1)),
        ),
    )
    return program, (
        f"Write a routine for a thrown pot: its height {height.address} changes by its lift {lift.address} (signed bytes, 8-bit sums), then the lift falls by {pull}. If the height is negative now, height and lift become 0 and {landed.address} becomes 1.",
        f"How do I do a Z axis with gravity? z: signed byte {height.address}; velocity: signed byte {lift.address}. z += velocity; velocity -= {pull}; z < 0: z = 0, velocity = 0, landed byte {landed.address} = 1.",
        f"z += v; v -= {pull}; if (signed) z < 0: z = v = 0, byte[{landed.address}] = 1; z = byte[{height.address}], v = byte[{lift.address}].",
        f"Link throws a bush. It climbs by what {lift.address} says and weighs that down by {pull} afterwards; once its height above ground, {height.address}, has bit 7 set it has hit the floor: both go to zero and {landed.address} to one.",
    )


def land_on_floor(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    y, speed, ground = draw.variable(width), draw.variable(width), draw.variable(8)
    floor = draw.rng.randrange(0x80, 0xE0) if width == 8 else draw.rng.randrange(0x100, 0x800)
    program = (
        If(
            check(y, ">=", floor),
            (put(y, floor), put(speed, 0), put(ground, 1)),
            (put(ground, 0),),
        ),
    )
    return program, (
        f"Write a routine that lets a sprite land: if y ({y.address}) is {floor} or more, y becomes {floor}, the speed {speed.address} 0 and {ground.address} 1; higher up (less) only {ground.address} becomes 0. y and speed are {size(y)}s, unsigned.",
        f"How do I stop a fall at the floor? Floor y = {floor}. {size(y).capitalize()} {y.address} = y, {size(y)} {speed.address} = fall speed, byte {ground.address} = grounded. y >= {floor}: y = {floor}, speed 0, grounded 1. Else grounded 0.",
        f"if {size(y)}[{y.address}] >= {floor}: {size(y)}[{y.address}] = {floor}, {size(y)}[{speed.address}] = 0, byte[{ground.address}] = 1; else byte[{ground.address}] = 0.",
        f"The ground is at ${floor:X} and y grows downwards. Anything that has sunk to it or into it is put back on top and loses its speed; {ground.address} tells 1 on the ground, 0 in the air. {y.address}: y, {speed.address}: speed, {width} bits.",
    )


def walk_with_keys(draw: Drawer) -> Made:
    pad, x = draw.variable(8), draw.variable(16)
    right, left = draw.one((1, 2), (0x01, 0x02), (0x10, 0x20), (0x80, 0x40))
    speed = draw.rng.randrange(1, 5)
    program = (
        If(Bits(Read(pad), right, "any"), (more(x, speed), Stop())),
        If(Bits(Read(pad), left, "any"), (less_down_to(x, 0, speed),)),
    )
    return program, (
        f"Write a routine that walks with the pad: with ${right:02X} set in {pad.address} the word {x.address} grows by {speed} (wraps); otherwise with ${left:02X} set it shrinks by {speed}, but not below 0; with neither it stays.",
        f"How do I move left and right by buttons? Pad byte {pad.address}: right = ${right:02X}, left = ${left:02X}, right wins if both are held. x: word {x.address}, {speed} pixels a call, stops at 0 on the left.",
        f"if byte[{pad.address}] & ${right:02X}: word[{x.address}] += {speed}; else if byte[{pad.address}] & ${left:02X}: word[{x.address}] = max(word[{x.address}] - {speed}, 0).",
        f"A cursor over the world map, x at {x.address} (16 bits). Holding right (${right:02X} of {pad.address}) moves it {speed} east; else holding left (${left:02X}) moves it {speed} west, to the map's edge at zero and no farther.",
    )


def accelerate(draw: Drawer) -> Made:
    pad, speed = draw.variable(8), draw.variable(8)
    mask, gain, loss = 1 << draw.rng.randrange(8), draw.rng.randrange(1, 6), draw.rng.randrange(1, 6)
    most = draw.rng.randrange(30, 120)
    program = (
        If(
            Bits(Read(pad), mask, "any"),
            (more_up_to(speed, most, gain),),
            (less_down_to(speed, 0, loss),),
        ),
    )
    return program, (
        f"Write a routine for a cart's throttle: while ${mask:02X} of {pad.address} is held the speed {speed.address} grows by {gain} up to {most}, otherwise it falls by {loss} down to 0. Bytes.",
        f"How do I accelerate with a button and coast without it? Button: mask ${mask:02X}, byte {pad.address}. Speed byte {speed.address}: held + {gain} (maximum {most}), released - {loss} (minimum 0).",
        f"byte[{speed.address}] = byte[{pad.address}] & ${mask:02X} ? min(s + {gain}, {most}) : max(s - {loss}, 0), s = byte[{speed.address}], no wrap.",
        f"Pegasus boots! With the dash key down (${mask:02X} at {pad.address}) Link gains {gain} per frame in {speed.address} until {most}; when he lets go he loses {loss} a frame until he stands.",
    )


def turn_the_short_way(draw: Drawer) -> Made:
    steps = draw.one(8, 16)
    now, wanted = draw.variable(8, below=steps), draw.variable(8, below=steps)
    top = steps - 1
    gap = Algorithms(draw).own("gap")
    program = (
        put(gap, Binary("and", Binary("subtract", Read(wanted), Read(now)), Number(top))),
        If(check(gap, "==", 0), (Stop(),)),
        put(
            now,
            Binary(
                "and",
                Chosen(
                    check(gap, "<=", steps // 2),
                    Binary("add", Read(now), Number(1)),
                    Binary("subtract", Read(now), Number(1)),
                ),
                Number(top),
            ),
        ),
    )
    return program, (
        f"Write a routine that turns a tank one step towards a wanted heading by the shorter way: headings go from 0 to {top} in a circle; current {now.address}, wanted {wanted.address}. If they lie exactly opposite, turn upwards (+1).",
        f"How do I rotate through {steps} directions the short way round? Current byte {now.address}, target byte {wanted.address}, both 0-{top}. d = (target - current) & {top}: 0 = stay, 1 to {steps // 2} = + 1, more = - 1, modulo {steps}.",
        f"d = (byte[{wanted.address}] - byte[{now.address}]) & ${top:02X}; d == 0: nothing; byte[{now.address}] = (byte[{now.address}] + (d <= {steps // 2} ? 1 : -1)) & ${top:02X}.",
        f"The searchlight has {steps} positions ({now.address}, from 0, after {top} comes 0 again) and follows the noise at {wanted.address}. One position per call, whichever way round is nearer; half a circle off, it goes up.",
    )


def ride_platform(draw: Drawer) -> Made:
    riding, x, platform, before = draw.variable(8), draw.variable(16), draw.variable(16), draw.variable(16)
    moved = Binary("subtract", Read(platform), Read(before))
    program = (
        If(check(riding, "!=", 0), (more(x, moved),)),
        put(before, Read(platform)),
    )
    return program, (
        f"Write a routine that carries the hero on a moving platform: if {riding.address} (byte) is not 0, his x {x.address} changes by what the platform moved, its x {platform.address} minus its former x {before.address}. In any case the former x is then updated. Words, wrapping.",
        f"How do I let a player ride along? Riding flag byte {riding.address}; player word {x.address}; platform word {platform.address}, last frame's value {before.address}. Riding: player += platform - last. Always: last = platform.",
        f"if byte[{riding.address}]: word[{x.address}] += word[{platform.address}] - word[{before.address}]; word[{before.address}] = word[{platform.address}].",
        f"The raft floats from {before.address} to {platform.address} (two bytes each) in this frame. Whoever stands on it ({riding.address} is nonzero) floats the same way: adjust {x.address}. Remember the raft's place for next time.",
    )


def ghost_trail(draw: Drawer) -> Made:
    trail, hero, shadow = draw.array(16, draw.one(4, 6, 8, 10, 12)), draw.variable(16), draw.variable(16)
    last = trail.length - 1
    return (put(shadow, Read(Item(trail, Number(last)))), Shove(trail, True, Read(hero))), (
        f"Write a routine for a shadow that lags behind: the last of the {where(trail)} goes to the word {shadow.address}, all move one place up and the hero's x (word {hero.address}) becomes the first.",
        f"How do I delay a position by {trail.length} frames? History: {where(trail)}, newest first. Oldest to the word {shadow.address}, shift, newest = word {hero.address}.",
        f"word[{shadow.address}] = t[{last}]; t[i] = t[i - 1] for i = {last}..1; t[0] = word[{hero.address}]; t: {where(trail)}.",
        f"Dark Link does what I did {trail.length} calls ago. My steps are kept in {where(trail)}; the oldest becomes his place ({shadow.address}, two bytes) and leaves the list, which takes {hero.address} in at the front.",
    )


def auto_scroll(draw: Drawer) -> Made:
    scroll, hero, hurt = draw.variable(16), draw.variable(16), draw.variable(8)
    end, speed = draw.rng.randrange(0x200, 0x1000), draw.one(1, 1, 2, 3)
    program = (
        more_up_to(scroll, end, speed),
        If(check(hero, "<", Read(scroll)), (put(hero, Read(scroll)), put(hurt, 1)), (put(hurt, 0),)),
    )
    return program, (
        f"Write a routine for an auto-scrolling level: the scroll {scroll.address} advances by {speed} up to {end}. If the hero's x {hero.address} is then less than it, he is pushed along (x = scroll) and {hurt.address} becomes 1, otherwise 0. Unsigned words, {hurt.address} a byte.",
        f"How do I force the player forward with the screen? Screen edge: word {scroll.address} + {speed}, limit {end}. Player: word {hero.address}; behind the new edge: set to the edge, squeezed byte {hurt.address} = 1; else {hurt.address} = 0.",
        f"s = min(s + {speed}, {end}); x < s ? (x = s, byte[{hurt.address}] = 1) : byte[{hurt.address}] = 0; s = word[{scroll.address}], x = word[{hero.address}].",
        f"The wall of lava ({scroll.address}) comes {speed} closer every call until ${end:X}, where it rests. Link ({hero.address}, two bytes like the lava) cannot be behind it: he is moved to it, and 1 in {hurt.address} says so; 0 if he is safe.",
    )


def keep_apart(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, two = draw.variable(width), draw.variable(width)
    gap = draw.rng.randrange(8, 32)
    close = Compared("<", Binary("distance", Read(one), Read(two)), Number(gap, width))
    program = (
        If(
            close,
            (If(check(one, "<", Read(two)), (less(one), more(two)), (more(one), less(two))),),
        ),
    )
    return program, (
        f"Write a routine that keeps two sprites apart: if {one.address} and {two.address} are less than {gap} from each other, both move 1 away: if the first is smaller it goes down and the second up, otherwise the other way round. Unsigned {size(one)}s that may wrap.",
        f"How do I push overlapping objects apart? x values {one.address} and {two.address}, {width} bits, unsigned. Distance under {gap}: the smaller - 1, the larger + 1 (equal: first + 1, second - 1). Else nothing.",
        f"if |a - b| < {gap}: a < b ? (--a, ++b) : (++a, --b); a = {size(one)}[{one.address}], b = {size(two)}[{two.address}].",
        f"Two chickens must not stand in each other: nearer than {gap} pixels, each steps one pixel away from the other ({one.address}, {two.address}; {size(one)}s). Right on the same spot the first goes right and the second left.",
    )


def wind(draw: Drawer) -> Made:
    [airborne, place] = draw.slots(8, 16)
    gust = draw.variable(8)
    blown = more(Here(place), Widened(Read(gust), signed=True))
    return (Each((airborne, place), (If(check(Here(airborne), "!=", 0), (blown,)),)),), (
        f"Write a routine for wind: every object that is in the air (byte not 0 in {where(airborne)}) is moved by the signed byte {gust.address}, sign-extended; positions are {where(place)}.",
        f"How do I blow airborne sprites sideways? Height flags: {where(airborne)}, 0 = on the ground. x: {where(place)}. Wind: signed byte {gust.address}, added as 16 bits to each flying one.",
        f"for i in 0..{place.length - 1}: if air[i]: x[i] += (signed) byte[{gust.address}]; air: {where(airborne)}; x: {where(place)}.",
        f"Leaves on the ground lie still, leaves in the air drift. {airborne.length} leaves; in the air or not: {where(airborne)}; where: {where(place)}. The gust in {gust.address} is negative for left and positive for right (two's complement, one byte).",
    )


def on_ice(draw: Drawer) -> Made:
    speed, wanted, tile = draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8)
    ice = draw.rng.randrange(1, 256)
    creep = If(
        check(speed, "<", Read(wanted), signed=True),
        (more(speed),),
        (If(check(speed, ">", Read(wanted), signed=True), (less(speed),)),),
    )
    return (If(check(tile, "==", ice), (creep,), (put(speed, Read(wanted)),)),), (
        f"Write a routine for slippery ground: on tile ${ice:02X} (byte {tile.address}) the speed {speed.address} moves only 1 towards the wanted speed {wanted.address}, on any other tile it takes it over at once. Speeds are signed bytes.",
        f"How do I make ice feel slippery? Ice = ${ice:02X} in {tile.address}. Wanted velocity: signed byte {wanted.address}; real one: signed byte {speed.address}. Ice: one unit nearer (equal: stay). No ice: real = wanted.",
        f"if byte[{tile.address}] == ${ice:02X}: v += sign(w - v) (signed compare of v and w); else v = w; v = byte[{speed.address}], w = byte[{wanted.address}].",
        f"Link wants to run at {wanted.address} (two's complement, left is negative). On stone he does; on frozen water, tile number {ice} at {tile.address}, his pace {speed.address} follows by a single unit each call.",
    )


def out_of_bounds(draw: Drawer) -> Made:
    x, y = draw.variable(16), draw.variable(16)
    right, bottom = draw.one(256, 512, 1024, 0x300), draw.one(224, 512, 448, 0x200)
    gone = Either(check(x, ">=", right), check(y, ">=", bottom))
    return (Report(gone),), (
        f"Write a routine that says whether a shot has left the room: carry set if x ({x.address}) is {right} or more or y ({y.address}) {bottom} or more, unsigned words; so a position that has wrapped below 0 has left as well. Clear if it is inside.",
        f"How do I detect objects outside a {right} by {bottom} room? x word {x.address}, y word {y.address}. Inside means x < {right} and y < {bottom} (unsigned): carry clear. Else carry set.",
        f"carry = word[{x.address}] >= {right} || word[{y.address}] >= {bottom}, unsigned.",
        f"Arrows that fly out of the picture should be freed. The picture is {right} wide and {bottom} high; the arrow is at {x.address} across and {y.address} down (16 bits, negative ones look huge). SEC: gone, CLC: still there.",
    )


def swing(draw: Drawer) -> Made:
    angle, x, center = draw.variable(8), draw.variable(16), draw.variable(16)
    speed, shift = draw.rng.randrange(1, 9), 5
    wave = tuple(v & 0xFF for v in draw.one((0, 11, 16, 11, 0, -11, -16, -11), (0, 6, 8, 6, 0, -6, -8, -6)))
    table = Table("WaveTable", "offset", wave)
    shown = ", ".join(str(v - 256 if v > 127 else v) for v in wave)
    offset = Widened(Read(Item(table, Field(Read(angle), shift, 3))), signed=True)
    program = (more(angle, speed), Set(x, Binary("add", Read(center), offset)))
    return program, (
        f"Write a routine that swings a lantern: the angle byte {angle.address} grows by {speed} (wraps); its upper three bits pick one of {shown}, and {x.address} becomes the centre {center.address} plus that (words, signed offset).",
        f"How do I move something in a wave around a centre? Phase byte {angle.address} + {speed}. Offset = [{shown}][phase >> 5], sign-extended. Position word {x.address} = centre word {center.address} + offset.",
        f"a = byte[{angle.address}] += {speed}; word[{x.address}] = word[{center.address}] + [{shown}][a >> 5].",
        f"A pendulum hangs at {center.address} (16 bits). A full swing is 256 units of {angle.address}, it advances {speed} per call, and each eighth of the swing has its own deflection: {shown}. Where is it then? Store that at {x.address}, two bytes.",
    )


RECIPES = (
    fall,
    jump,
    cut_jump,
    friction,
    sub_pixel_step,
    fixed_point_step,
    camera_follows,
    camera_dead_zone,
    parallax,
    two_players_camera,
    ease_in,
    path_by_table,
    next_waypoint,
    visible_on_screen,
    throw_in_arc,
    land_on_floor,
    walk_with_keys,
    accelerate,
    turn_the_short_way,
    ride_platform,
    ghost_trail,
    auto_scroll,
    keep_apart,
    wind,
    on_ice,
    out_of_bounds,
    swing,
)
