"""Vehicles and ways to travel: mine carts, boats, gliders, ladders, cannons, rafts and moving platforms of a world."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Chosen,
    Each,
    Here,
    If,
    Number,
    Read,
    Scaled,
    Stop,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less,
    less_down_to,
    listed,
    masked,
    more,
    more_up_to,
    plus,
    put,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def mine_cart(draw: Drawer) -> Made:
    speed, slope, brake = draw.variable(8), draw.variable(8), draw.variable(8)
    down, lever = draw.one((0x01, 0x80), (0x10, 0x40), (0x80, 0x20))
    most, least = draw.rng.randrange(40, 80), draw.rng.randrange(4, 16)
    gain, loss = draw.rng.randrange(1, 4), draw.rng.randrange(2, 6)
    program = (
        when(Bits(Read(slope), down, "any"), more_up_to(speed, most, gain)),
        when(Bits(Read(brake), lever, "any"), less_down_to(speed, least, loss)),
    )
    return program, (
        f"Write a routine for a mine cart: on a downward slope (${down:02X} set in {slope.address}) its speed {speed.address} grows by {gain}, to {most} at most. Then, if the brake is pulled (${lever:02X} set in {brake.address}), it falls by {loss}, to {least} at the least. No wrapping.",
        f"How do I drive a cart with slopes and a brake? Track flags {slope.address} & ${down:02X}: byte {speed.address} = min(speed + {gain}, {most}). After that, buttons {brake.address} & ${lever:02X}: speed = max(speed - {loss}, {least}).",
        f"v = byte[{speed.address}]; if byte[{slope.address}] & ${down:02X}: v = min(v + {gain}, {most}); if byte[{brake.address}] & ${lever:02X}: v = max(v - {loss}, {least}). Saturating.",
        f"Off we go! Where the rails fall (flag ${down:02X} of {slope.address}) the cart gets {gain} faster each frame until it does {most}. Link leans on the brake with ${lever:02X} ({brake.address}), which takes off {loss} but leaves {least}; first the slope, then the brake. The pace is {speed.address}.",
    )


def glider_sinks(draw: Drawer) -> Made:
    height, draught, landed = draw.variable(16), draw.variable(8), draw.variable(8)
    rise, fall, ceiling = draw.rng.randrange(2, 8), draw.rng.randrange(1, 6), draw.rng.randrange(300, 3000)
    program = (
        If(
            Bits(Read(draught), 0x80, "any"),
            (more_up_to(height, ceiling, rise), put(landed, 0)),
            (less_down_to(height, 0, fall), put(landed, Chosen(check(height, "==", 0), Number(1), Number(0)))),
        ),
    )
    return program, (
        f"Write a routine for a glider: in an updraught (bit 7 of {draught.address}) the height, the word {height.address}, grows by {rise}, to {ceiling} at most, and {landed.address} is 0. Otherwise it sinks by {fall}, down to 0, and {landed.address} is 1 if it is then 0, else 0.",
        f"How do I let the sail cloth lose height? Air byte {draught.address} >= $80: word {height.address} = min(height + {rise}, {ceiling}), byte {landed.address} = 0. Else height = max(height - {fall}, 0), byte {landed.address} = (height == 0).",
        f"h = word[{height.address}]; if byte[{draught.address}] & $80: h = min(h + {rise}, {ceiling}), byte[{landed.address}] = 0; else h = max(h - {fall}, 0), byte[{landed.address}] = h == 0. Saturating.",
        f"Link spreads his cloak. Warm air, seen by the top bit of {draught.address}, carries him {rise} up a frame (there's no air above {ceiling}); without it he comes down {fall} and touches ground at 0. {height.address}, 16 bits, is where he hangs; {landed.address} says with 1 that this frame found him on the ground after sinking, otherwise 0.",
    )


def boat_course(draw: Drawer) -> Made:
    course, rudder, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    left, right = draw.one((2, 1), (0x40, 0x80), (0x20, 0x10))
    turn = draw.one(1, 2, 4)
    program = (
        when(Bits(Read(rudder), left, "any"), less(course, turn), less_down_to(speed, 1)),
        when(Bits(Read(rudder), right, "any"), more(course, turn), less_down_to(speed, 1)),
    )
    return program, (
        f"Write a routine that steers a boat: for ${left:02X} in {rudder.address} the course {course.address} (256 units to the circle, wraps) drops by {turn}, for ${right:02X} it grows by {turn}; each of these costs 1 of the speed {speed.address}, which does not fall below 1 (and is 1 if it was 0).",
        f"How do I turn a ship at the cost of speed? Buttons byte {rudder.address}: mask ${left:02X}: course byte {course.address} - {turn}, mask ${right:02X}: + {turn}; per turn speed byte {speed.address} = max(speed - 1, 1), without wrapping. Both pressed: both happen, left first.",
        f"b = byte[{rudder.address}]; if b & ${left:02X}: byte[{course.address}] -= {turn}, v = max(v - 1, 1); if b & ${right:02X}: byte[{course.address}] += {turn}, v = max(v - 1, 1); v = byte[{speed.address}]; saturating.",
        f"The King of Red Lions heels over. Port is ${left:02X}, starboard ${right:02X} ({rudder.address}). His heading {course.address} goes {turn} down for port and {turn} up for starboard, round and round through 256; and with each of the two he makes one knot less, though at least one ({speed.address}).",
    )


def cannon_loads(draw: Drawer) -> Made:
    inside, fuse, launched = draw.variable(8), draw.variable(8), draw.variable(8)
    target = draw.variable(8, below=draw.one(3, 4, 6))
    assert target.below
    speeds = draw.table(target.below)
    time = draw.rng.randrange(20, 90)
    program = (
        If(check(inside, "==", 0), (put(fuse, time), Stop())),
        If(check(fuse, ">=", 1), (less(fuse), Stop())),
        put(inside, 0),
        put(launched, at(speeds, target)),
    )
    return program, (
        f"Write a routine for a cannon that shoots the hero: with nobody in it ({inside.address} is 0) the fuse {fuse.address} is set to {time}. With somebody in it the fuse drops by 1 as long as it is not 0; at 0 he leaves ({inside.address} = 0) with the speed of target {target.address} (0 to {target.below - 1}), {listed(speeds)}, stored at {launched.address}.",
        f"How do I launch the player after a delay? Inside byte {inside.address}: 0 -> fuse byte {fuse.address} = {time}. Not 0 and fuse > 0: fuse - 1. Not 0 and fuse 0: inside = 0, byte {launched.address} = [{listed(speeds)}][byte {target.address}], target < {target.below}.",
        f"if !byte[{inside.address}]: byte[{fuse.address}] = {time}; else if byte[{fuse.address}]: --byte[{fuse.address}]; else byte[{inside.address}] = 0, byte[{launched.address}] = [{listed(speeds)}][byte[{target.address}]]; index < {target.below}.",
        f"The cannon man waits. An empty barrel ({inside.address} zero) keeps its fuse at {time}, in {fuse.address}. When Link has crept in it burns, one a call, and the call that finds it burnt down fires: the barrel is empty and the powder for goal {target.address} (number below {target.below}; charges {listed(speeds)}) goes to {launched.address}.",
    )


def platform_carries(draw: Drawer) -> Made:
    platforms = draw.array(16, draw.one(3, 4, 6, 8))
    standing, hero, step = draw.variable(8), draw.variable(16), draw.one(1, 2, 3)
    program = (
        Each((platforms,), (put(Here(platforms), plus(Here(platforms), step)),)),
        when(check(standing, "!=", 0), more(hero, step)),
    )
    return program, (
        f"Write a routine that moves all platforms of a room by {step} to the right: the {where(platforms)} (their x) grow by {step}, and if the hero stands on one of them ({standing.address} not 0) his x, the word {hero.address}, does too. 16 bits, wraps.",
        f"How do I carry the player on moving platforms? Platform x: {where(platforms)}, + {step} each. Byte {standing.address} nonzero: also word {hero.address} + {step}.",
        f"for i < {platforms.length}: word[{platforms.address} + 2 * i] += {step}; if byte[{standing.address}]: word[{hero.address}] += {step}.",
        f"The Tower of Hera's slabs glide: {platforms.length} of them, two-byte columns from {platforms.address}, {step} a frame eastwards. Link ({hero.address}) glides along while {standing.address} says he stands on stone, which is anything but zero.",
    )


def fuel_for_flight(draw: Drawer) -> Made:
    fuel, throttle, speed = draw.variable(16), draw.variable(8), draw.variable(8)
    factor = draw.one(2, 3, 4)
    used = Algorithms(draw).own("used", 16)
    thrust = masked(throttle, 0x1F)
    program = (
        put(used, Scaled(Widened(thrust), factor)),
        If(check(fuel, ">=", used), (less(fuel, used), put(speed, thrust)), (put(fuel, 0), put(speed, 0))),
    )
    return program, (
        f"Write a routine that burns an airship's fuel: the thrust t is the low 5 bits of {throttle.address}, and it needs {factor} * t of the word {fuel.address}. If that is there it is used up and the speed {speed.address} is t; otherwise fuel and speed become 0.",
        f"How do I tie speed to fuel? t = byte {throttle.address} & $1F. Word {fuel.address} >= {factor} * t: fuel - {factor} * t, byte {speed.address} = t. Less: fuel = 0, byte {speed.address} = 0.",
        f"t = byte[{throttle.address}] & $1F; if word[{fuel.address}] >= {factor} * t: word[{fuel.address}] -= {factor} * t, byte[{speed.address}] = t; else word[{fuel.address}] = 0, byte[{speed.address}] = 0.",
        f"The loftwing's cousin is made of brass. Its lever ({throttle.address}, only the five lowest bits count) asks for so much speed, and each unit of the lever drinks {factor} of the oil in {fuel.address}, 16 bits. As long as the oil lasts {speed.address} does what the lever asks; a gulp too big for the rest empties the tank and stops the wheels.",
    )


RECIPES = (mine_cart, glider_sinks, boat_course, cannon_loads, platform_carries, fuel_for_flight)
