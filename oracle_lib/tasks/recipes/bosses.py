"""Bosses and their parts: phases, weak points, patterns, shields, minions, enrage timers and death throes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Count,
    Here,
    If,
    Number,
    Read,
    Scaled,
    Set,
    Shifted,
    Some,
    Stop,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less_down_to,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def phase_by_health(draw: Drawer) -> Made:
    health, phase, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    low, high = sorted(draw.rng.sample(range(16, 200), 2))
    fast, medium, slow = sorted(draw.rng.sample(range(4, 64), 3), reverse=True)
    program = (
        If(
            check(health, "<", low),
            (put(phase, 2), put(speed, fast)),
            (
                If(
                    check(health, "<", high),
                    (put(phase, 1), put(speed, medium)),
                    (put(phase, 0), put(speed, slow)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that makes a boss faster as he weakens: with health {health.address} below {low} his phase {phase.address} is 2 and his speed {speed.address} {fast}; from {low} to below {high} phase 1 and speed {medium}; otherwise phase 0 and speed {slow}.",
        f"How do I pick the phase of a boss fight from his health? Health byte {health.address}: < {low} -> phase 2, speed {fast}; < {high} -> phase 1, speed {medium}; else phase 0, speed {slow}. Phase byte {phase.address}, speed byte {speed.address}.",
        f"h = byte[{health.address}]; (byte[{phase.address}], byte[{speed.address}]) = h < {low} ? (2, {fast}) : h < {high} ? (1, {medium}) : (0, {slow}).",
        f"The Armos Knight gets angry. Down to {high} points of {health.address} he hops at {slow} (stage 0), under that at {medium} (stage 1), and under {low} at {fast} (stage 2). Stage goes into {phase.address}, pace into {speed.address}.",
    )


def weak_point_open(draw: Drawer) -> Made:
    eye, weapon, health, sound = (draw.variable(8) for _ in range(4))
    opened, arrow = draw.one(0x80, 0x40, 0x01), draw.one(0x02, 0x08, 0x10)
    hurt, clink = draw.rng.randrange(1, 9), draw.rng.randrange(1, 64)
    program = (
        If(
            Both(Bits(Read(eye), opened, "any"), Bits(Read(weapon), arrow, "any")),
            (less_down_to(health, 0, hurt),),
            (put(sound, clink),),
        ),
    )
    return program, (
        f"Write a routine for a hit on a boss with an eye: only if the eye is open (${opened:02X} set in {eye.address}) and the weapon is an arrow (${arrow:02X} set in {weapon.address}) the health {health.address} drops by {hurt}, down to 0. Any other hit just plays sound {clink} ({sound.address}).",
        f"How do I make a boss vulnerable only with its eye open and only to one weapon? {eye.address} & ${opened:02X} and {weapon.address} & ${arrow:02X} both nonzero: health byte {health.address} = max(health - {hurt}, 0). Else byte {sound.address} = {clink}.",
        f"if (byte[{eye.address}] & ${opened:02X}) && (byte[{weapon.address}] & ${arrow:02X}): byte[{health.address}] = max(byte[{health.address}] - {hurt}, 0); else byte[{sound.address}] = {clink}.",
        f"Aim for the eye! Link's weapon has hit Gohma. If it was an arrow (bit value ${arrow:02X} of {weapon.address}) and she was looking (${opened:02X} of {eye.address}), she loses {hurt} of {health.address}, never falling under zero. If not, clang: number ${clink:02X} to {sound.address}, no harm done.",
    )


def minions_guard(draw: Drawer) -> Made:
    minions, damage, health = draw.slots(8)[0], draw.variable(8), draw.variable(8)
    alive = Some(minions, check(Here(minions), "!=", 0))
    shift = draw.one(1, 2, 3)
    program = (
        If(
            alive,
            (less_down_to(health, 0, Shifted(Read(damage), "right", shift)),),
            (less_down_to(health, 0, damage),),
        ),
    )
    return program, (
        f"Write a routine that protects a boss by his minions: while any of the {where(minions)} is not 0, only damage / {1 << shift} (rounded down) comes off his health {health.address}, otherwise all the damage {damage.address}. Health stops at 0.",
        f"How do I reduce boss damage while adds are alive? Adds: {where(minions)}, nonzero = alive. One or more: health byte {health.address} -= byte {damage.address} >> {shift}. None: -= the full byte. Floor 0.",
        f"d = any(m[i] != 0) ? byte[{damage.address}] >> {shift} : byte[{damage.address}]; byte[{health.address}] = max(byte[{health.address}] - d, 0); m: {where(minions)}.",
        f"As long as one of Agahnim's shadows lives ({minions.length} bytes at {minions.address}, a dead one is zero) he takes a {('half', 'quarter', 'eighth')[shift - 1]} of each blow, fractions ignored. Alone he takes it whole. The blow: {damage.address}; his life: {health.address}, zero at the least.",
    )


def enrage_timer(draw: Drawer) -> Made:
    time, rage, attack = draw.variable(16), draw.variable(8), draw.variable(8)
    limit, bonus = draw.rng.randrange(1200, 9000), draw.rng.randrange(2, 20)
    most = draw.rng.randrange(60, 200)
    program = (
        If(check(time, "<", limit), (more(time), Stop())),
        put(rage, 1),
        more_up_to(attack, most, bonus),
    )
    return program, (
        f"Write a routine for a boss who goes mad after a while: the word {time.address} counts up by 1 as long as it is below {limit}. From then on each call sets {rage.address} to 1 and raises the attack {attack.address} by {bonus}, to {most} at most.",
        f"How do I code an enrage timer? Word {time.address} < {limit}: + 1, nothing else. Otherwise byte {rage.address} = 1 and byte {attack.address} = min(attack + {bonus}, {most}) without wrapping.",
        f"if word[{time.address}] < {limit}: ++word[{time.address}]; else byte[{rage.address}] = 1, byte[{attack.address}] = min(byte[{attack.address}] + {bonus}, {most}).",
        f"Nobody fights him for longer than {limit} frames, timed in {time.address} (16 bits; it rests when it gets there). Thereafter he glows (1 at {rage.address}) and hits {bonus} harder every time you call this, though never harder than {most} ({attack.address}).",
    )


def twin_bosses(draw: Drawer) -> Made:
    one, other, both_dead = draw.variable(8), draw.variable(8), draw.variable(8)
    revive, timer, frames = draw.rng.randrange(8, 60), draw.variable(8), draw.rng.randrange(60, 240)
    program = (
        If(check(one, "!=", 0), (put(timer, frames), Stop())),
        If(check(other, "==", 0), (put(both_dead, 1), Stop())),
        less_down_to(timer, 0),
        If(check(timer, "==", 0), (put(one, revive), put(timer, frames))),
    )
    return program, (
        f"Write a routine for twins of whom one revives the other: if {one.address} (health of the first) is not 0, the timer {timer.address} is set to {frames}. If it is 0 and the other's health {other.address} is 0 too, {both_dead.address} becomes 1. If only the first is dead the timer drops by 1 (not below 0), and at 0 the first has {revive} health again and the timer is {frames}.",
        f"How do I force the player to kill two bosses at nearly the same time? First alive (byte {one.address} nonzero): byte {timer.address} = {frames}. First dead, second (byte {other.address}) dead: byte {both_dead.address} = 1. First dead, second alive: timer = max(timer - 1, 0); if it is 0: first = {revive}, timer = {frames}.",
        f"if byte[{one.address}]: t = {frames}; else if !byte[{other.address}]: byte[{both_dead.address}] = 1; else t = max(t - 1, 0), if t == 0: byte[{one.address}] = {revive}, t = {frames}; t = byte[{timer.address}].",
        f"Twinrova: when the ice sister falls ({one.address} = 0) and the fire sister ({other.address}) still stands, Link has {frames} frames, counted down in {timer.address}, until ice comes back with {revive} points and the clock is wound anew. While ice stands the clock is wound, too. With both down it is over: 1 in {both_dead.address}, the clock untouched.",
    )


def heads_left(draw: Drawer) -> Made:
    heads, speed, done = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8), draw.variable(8)
    count = Algorithms(draw).own("count")
    base, step = draw.rng.randrange(30, 60), draw.rng.randrange(3, 7)
    program = (
        Set(count, Count(heads, check(Here(heads), "!=", 0))),
        put(speed, minus(Number(base), Scaled(Read(count), step))),
        If(check(count, "<", 2), (put(done, 1),)),
    )
    return program, (
        f"Write a routine for a boss of {heads.length} heads: n of the {where(heads)} are alive (not 0). His speed {speed.address} is {base} - {step} * n, and with fewer than 2 alive {done.address} becomes 1.",
        f"How do I speed a boss up for every head cut off? Heads: {where(heads)}, 0 = gone. n = number left; byte {speed.address} = {base} - {step} * n; n < 2: byte {done.address} = 1, otherwise that is left alone.",
        f"n = count(h[i] != 0), h: {where(heads)}; byte[{speed.address}] = {base} - {step} * n; if n < 2: byte[{done.address}] = 1.",
        f"Trinexx and friends: the fewer heads, the wilder the last one. There were {heads.length} of them (health bytes from {heads.address}, zero when cut off). Every living head takes {step} off the pace of {base}, which goes into {speed.address}. When at most one is left the final battle begins: 1 to {done.address}.",
    )


def swap_shield_color(draw: Drawer) -> Made:
    color, weapon, hits, needed = draw.variable(8), draw.variable(8), draw.variable(8), draw.rng.randrange(2, 6)
    first, second = draw.one((1, 2), (0x10, 0x20), (0x40, 0x80))
    right = Bits(Read(weapon), first, "any")
    wrong = Bits(Read(weapon), second, "any")
    fits = If(right, (more(hits),))
    other = If(wrong, (more(hits),))
    program = (
        If(Bits(Read(color), 1, "any"), (fits,), (other,)),
        If(check(hits, ">=", needed), (put(hits, 0), put(color, toggled(color, 1)))),
    )
    return program, (
        f"Write a routine for a boss whose weakness changes: if bit 0 of {color.address} is set, a weapon with ${first:02X} in {weapon.address} counts as a hit ({hits.address} + 1); if it is clear, one with ${second:02X}. After that, with {needed} or more hits they start again at 0 and bit 0 of {color.address} is toggled.",
        f"How do I alternate between two weaknesses? Mode: bit 0 of byte {color.address}. Mode 1: {weapon.address} & ${first:02X} adds 1 to byte {hits.address}. Mode 0: {weapon.address} & ${second:02X} adds 1. Then hits >= {needed}: hits = 0 and mode flips.",
        f"m = (byte[{color.address}] & 1) ? ${first:02X} : ${second:02X}; if byte[{weapon.address}] & m: ++byte[{hits.address}]; if byte[{hits.address}] >= {needed}: byte[{hits.address}] = 0, byte[{color.address}] ^= 1.",
        f"Red shield, blue shield. While it's red (lowest bit of {color.address} on) only fire, ${first:02X} among the weapon flags {weapon.address}, counts; while it's blue only ice, ${second:02X}. {needed} good hits, gathered in {hits.address}, and it changes color, with the count at nil. Check the count even when this blow did not add to it.",
    )


def teleport_choice(draw: Drawer) -> Made:
    spots, random_byte, spot, x = draw.array(8, draw.one(4, 8)), draw.variable(8), draw.variable(8), draw.variable(8)
    mask = spots.length - 1
    chosen = Algorithms(draw).own("chosen")
    program = (
        put(chosen, masked(random_byte, mask)),
        when(check(chosen, "==", spot), put(chosen, masked(plus(chosen, 1), mask))),
        put(spot, chosen),
        put(x, at(spots, chosen)),
    )
    return program, (
        f"Write a routine that lets a boss vanish to another spot: the new spot is {random_byte.address} & {mask}; if that is the old one ({spot.address}) it is the next (+ 1, modulo {spots.length}). Store it at {spot.address} and its x, out of {where(spots)}, at {x.address}.",
        f"How do I teleport randomly, but never to the same place? n = byte {random_byte.address} & {mask}; n == byte {spot.address}: n = (n + 1) & {mask}. byte {spot.address} = n, byte {x.address} = byte {spots.address} + n (the byte there).",
        f"n = byte[{random_byte.address}] & {mask}; if n == byte[{spot.address}]: n = (n + 1) & {mask}; byte[{spot.address}] = n; byte[{x.address}] = byte[{spots.address} + n].",
        f"Agahnim disappears and comes back at one of {spots.length} places; their columns are the bytes from {spots.address}. The dice ({random_byte.address}, low {mask.bit_length()} bits) pick one, and where they pick the one he has just left, number {spot.address}, he takes the one after it (after the last comes the first). Note the number in {spot.address} and the column in {x.address}.",
    )


RECIPES = (
    phase_by_health,
    weak_point_open,
    minions_guard,
    enrage_timer,
    twin_bosses,
    heads_left,
    swap_shield_color,
    teleport_choice,
)
