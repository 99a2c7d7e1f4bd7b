"""Sprites of a Zelda-like game: what they drop, which weapons hurt them, their parents and children, traps and thieves."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Count,
    Each,
    Here,
    If,
    Index,
    Item,
    Number,
    Read,
    Report,
    Scaled,
    Set,
    Shifted,
    Stop,
    Table,
    Unary,
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


def prize_pack(draw: Drawer) -> Made:
    length = draw.one(4, 8, 8, 16)
    turn, prize = draw.variable(8, below=length), draw.variable(8)
    prizes = draw.table(length)
    wrap = masked(plus(turn, 1), length - 1)
    return (put(prize, at(prizes, turn)), put(turn, wrap)), (
        f"Write a routine that hands out the prizes of a pack in turn: {prize.address} gets entry {turn.address} (0 to {length - 1}) of {listed(prizes)}, then that position moves on by one and from {length - 1} back to 0.",
        f"How do I cycle through a prize pack? Position byte {turn.address}, below {length}; drop byte {prize.address} = [{listed(prizes)}][position]; afterwards position = (position + 1) & {length - 1}.",
        f"byte[{prize.address}] = [{listed(prizes)}][p]; p = (p + 1) % {length}; p = byte[{turn.address}] < {length}.",
        f"Killed soldiers drop {listed(prizes)}, one after the other, and then the row begins again. {turn.address} knows whose turn it is (from 0). Put this kill's drop into {prize.address} and advance.",
    )


def kills_without_a_hit(draw: Drawer) -> Made:
    hurt, kills, drop = draw.variable(8), draw.variable(8), draw.variable(8)
    needed, prize = draw.rng.randrange(5, 25), draw.rng.randrange(1, 256)
    program = (
        If(check(hurt, "!=", 0), (put(kills, 0), put(hurt, 0), Stop())),
        more(kills),
        If(check(kills, ">=", needed), (put(kills, 0), put(drop, prize))),
    )
    return program, (
        f"Write a routine for a lucky drop, called at each kill: if the hero was hurt since the last one ({hurt.address} not 0), clear that flag and the streak {kills.address}. Otherwise the streak grows by 1; at {needed} or more it becomes 0 and ${prize:02X} goes to {drop.address}.",
        f"How do I reward {needed} kills in a row without taking damage? Hurt flag {hurt.address}, counter {kills.address}, forced drop {drop.address} (bytes). Flag nonzero: flag = counter = 0. Flag 0: counter + 1, and on counter >= {needed}: drop = ${prize:02X}, counter = 0.",
        f"if byte[{hurt.address}]: byte[{kills.address}] = byte[{hurt.address}] = 0; else if ++byte[{kills.address}] >= {needed}: byte[{kills.address}] = 0, byte[{drop.address}] = ${prize:02X}.",
        f"Every {needed}th monster slain unscathed leaves prize ${prize:02X} (tell {drop.address}). {kills.address} counts them; a wound, noted as something other than 0 in {hurt.address}, starts the count over, and the note is then taken down.",
    )


def damage_matrix(draw: Drawer) -> Made:
    kinds, weapons = draw.one(2, 3, 4, 5), draw.one(2, 4, 4, 8)
    kind, weapon, damage = draw.variable(8, below=kinds), draw.variable(8, below=weapons), draw.variable(8)
    values = draw.table(kinds * weapons)
    shift = weapons.bit_length() - 1
    place = plus(Shifted(Read(kind), "left", shift), weapon)
    rows = "; ".join(
        ", ".join(f"${one:02X}" for one in values.values[n * weapons : (n + 1) * weapons]) for n in range(kinds)
    )
    return (put(damage, at(values, place)),), (
        f"Write a routine that looks up how much a weapon hurts an enemy class: class {kind.address} (0 to {kinds - 1}) is the row and weapon {weapon.address} (0 to {weapons - 1}) the column of this table (rows divided by semicolons): {rows}. The damage goes to {damage.address}.",
        f"How do I read a damage matrix of {kinds} x {weapons} bytes? Row = byte {kind.address} < {kinds}, column = byte {weapon.address} < {weapons}; row-major data {listed(values)}; result in byte {damage.address}.",
        f"byte[{damage.address}] = [{listed(values)}][byte[{kind.address}] * {weapons} + byte[{weapon.address}]]; class < {kinds}, weapon < {weapons}.",
        f"Each of my {kinds} kinds of monster takes the {weapons} weapons differently. By monster: {rows}. Given the kind in {kind.address} and the weapon in {weapon.address}, both counted from 0, write the hit's strength to {damage.address}.",
    )


def immune_or_hurt(draw: Drawer) -> Made:
    damage, health, sound = draw.variable(8), draw.variable(8), draw.variable(8)
    mark, clink, thud = draw.one(0xFF, 0, 0x80), *draw.rng.sample(range(1, 64), 2)
    program = (
        If(
            check(damage, "==", mark),
            (put(sound, clink),),
            (put(sound, thud), less_down_to(health, 0, damage)),
        ),
    )
    return program, (
        f"Write a routine for a hit on an enemy that may be immune: if the damage {damage.address} is ${mark:02X}, only play sound {clink} (to {sound.address}). Else play sound {thud} and subtract the damage from the health {health.address}, down to 0 at the lowest.",
        f"How do I treat ${mark:02X} as 'no effect'? Damage byte {damage.address}; sound byte {sound.address}; health byte {health.address}. ${mark:02X}: sound = {clink}, health as it was. Any other: sound = {thud}, health = max(health - damage, 0).",
        f"if byte[{damage.address}] == ${mark:02X}: byte[{sound.address}] = {clink}; else byte[{sound.address}] = {thud}, byte[{health.address}] = max(byte[{health.address}] - byte[{damage.address}], 0).",
        f"The sword clinks off a Hardhat: its damage entry reads ${mark:02X}. {damage.address} has this hit's entry. Clink is sound {clink}, a real hit sounds {thud} and comes off {health.address} without wrapping. Sounds are queued in {sound.address}.",
    )


def child_follows_parent(draw: Drawer) -> Made:
    xs = draw.array(16, draw.one(8, 12, 16))
    parent, child = draw.variable(8, below=xs.length), draw.variable(8, below=xs.length)
    offset, sign = draw.rng.randrange(4, 40), draw.one("+", "-")
    moved = plus(at(xs, parent), offset) if sign == "+" else minus(at(xs, parent), offset)
    return (put(at(xs, child), moved),), (
        f"Write a routine that puts a child sprite next to its parent: the x position of slot {child.address} becomes that of slot {parent.address} {sign} {offset}. Positions: {where(xs)}; both slot numbers are below {xs.length}.",
        f"How do I attach one sprite to another? x[child] = x[parent] {sign} {offset}, 16 bits, wrapping; x: {where(xs)}; parent slot in byte {parent.address}, child slot in byte {child.address}, each 0 to {xs.length - 1}.",
        f"word[{xs.address} + 2 * byte[{child.address}]] = word[{xs.address} + 2 * byte[{parent.address}]] {sign} ${offset:02X}; slots < {xs.length}.",
        f"The boss (slot number in {parent.address}) swings a hand (slot number in {child.address}). The hand always hangs {offset} pixels to the {'right' if sign == '+' else 'left'} of him. Their x coordinates are among {where(xs)}; the numbers stay under {xs.length}.",
    )


def orphans_die(draw: Drawer) -> Made:
    parents, states = draw.slots(8, 8)
    dead, dying = draw.variable(8), draw.one(0, 6, 6, 4, 1)
    program = (Each((parents, states), (If(check(Here(parents), "==", dead), (put(Here(states), dying),)),)),)
    return program, (
        f"Write a routine that takes the children along when a parent dies: for each of the {parents.length} sprites whose parent byte ({where(parents)}) equals {dead.address}, the state ({where(states)}) becomes {dying}.",
        f"How do I remove all parts of a boss? Parent of each sprite: {where(parents)}. State of each: {where(states)}. Wherever the parent is byte {dead.address}, state = ${dying:02X}; the others stay.",
        f"for i in 0..{parents.length - 1}: if parent[i] == byte[{dead.address}]: state[i] = {dying}; parent: {where(parents)}; state: {where(states)}.",
        f"When the spider in slot {dead.address} is squashed its brood goes with it: {parents.length} slots, owner bytes from {parents.address}, state bytes from {states.address}. Owned by her means state {dying} from now on.",
    )


def overlord_spawns(draw: Drawer) -> Made:
    timer, alive, request = draw.variable(8), draw.variable(8), draw.variable(8)
    period, limit, kind = draw.rng.randrange(30, 220), draw.rng.randrange(2, 8), draw.rng.randrange(1, 256)
    program = (
        If(check(timer, "!=", 0), (less(timer), Stop())),
        put(timer, period),
        If(check(alive, "<", limit), (put(request, kind),)),
    )
    return program, (
        f"Write a routine for an overlord that sends out sprites: while {timer.address} is not 0 it counts down by 1 and nothing else happens. At 0 it restarts at {period}, and if fewer than {limit} are alive ({alive.address}) type ${kind:02X} is requested in {request.address}.",
        f"How do I code a spawner with a limit? Delay byte {timer.address}: nonzero = just decrement. Zero = reload {period}, then request byte {request.address} = ${kind:02X} unless byte {alive.address} >= {limit}.",
        f"if byte[{timer.address}]: --byte[{timer.address}]; else byte[{timer.address}] = {period}, if byte[{alive.address}] < {limit}: byte[{request.address}] = ${kind:02X}.",
        f"An invisible controller in the ceiling drops a hand (sprite ${kind:02X}, ask for it through {request.address}) when its clock {timer.address} has run out, then winds the clock to {period} again. With {limit} or more hands about ({alive.address}) it winds the clock but drops none.",
    )


def bounce_on_floor(draw: Drawer) -> Made:
    height, speed = draw.variable(8), draw.variable(8, signed=True)
    landed = Bits(Read(height), 0x80, "any")
    shift = draw.one(1, 1, 2)
    back = Shifted(Unary("negate", Read(speed)), "signed right", shift)
    program = (If(landed, (put(height, 0), put(speed, back))),)
    return program, (
        f"Write a routine that makes a dropped item bounce: if its height {height.address} has gone negative (bit 7), it is put to 0 and the vertical speed {speed.address} (signed byte) is negated and then divided by {1 << shift} by arithmetic shift.",
        f"How do I bounce with damping? Height byte {height.address} below 0 (>= $80): height = 0, speed byte {speed.address} = -speed >> {shift}, sign kept (negate first). In the air nothing changes.",
        f"if byte[{height.address}] & $80: byte[{height.address}] = 0; v = byte[{speed.address}]; byte[{speed.address}] = (signed char)(-v) >> {shift}.",
        f"A rupee falls out of a bush and hops. Under the ground (its altitude {height.address} reads $80 or more) it is set onto it, 0, and flies off with {'half' if shift == 1 else 'a quarter of'} the opposite speed: two's complement of {speed.address}, shifted right {shift} with the sign bit repeated.",
    )


def bounce_off_walls(draw: Drawer) -> Made:
    walls, across, down = draw.variable(8), draw.variable(8), draw.variable(8)
    sides, ends = draw.one((0x03, 0x0C), (0x0C, 0x03), (0x30, 0xC0))
    program = (
        when(Bits(Read(walls), sides, "any"), put(across, Unary("negate", Read(across)))),
        when(Bits(Read(walls), ends, "any"), put(down, Unary("negate", Read(down)))),
    )
    return program, (
        f"Write a routine that reflects a sprite at walls: if any bit of ${sides:02X} is set in the collision byte {walls.address}, negate the x speed {across.address}; if any of ${ends:02X} is, negate the y speed {down.address}. Two's complement bytes.",
        f"How do I bounce a bubble around a room? Collision {walls.address}: mask ${sides:02X} = left or right wall, mask ${ends:02X} = top or bottom. Each hit flips the sign of its axis: x speed byte {across.address}, y speed byte {down.address}. In a corner both.",
        f"c = byte[{walls.address}]; if c & ${sides:02X}: byte[{across.address}] = -byte[{across.address}]; if c & ${ends:02X}: byte[{down.address}] = -byte[{down.address}].",
        f"The anti-fairy never stops: whatever it touches turns it round. Touched walls are flags at {walls.address}: ${sides:02X} for those at the sides, ${ends:02X} for floor and ceiling. Its velocities, signed, are {across.address} (horizontal) and {down.address} (vertical).",
    )


def freeze_and_shatter(draw: Drawer) -> Made:
    weapon, frozen, health = draw.variable(8), draw.variable(8), draw.variable(8)
    ice, hammer = draw.one((0x01, 0x02), (0x10, 0x20), (0x40, 0x80), (0x04, 0x01))
    frames = draw.rng.randrange(60, 256)
    program = (
        when(Bits(Read(weapon), ice, "any"), put(frozen, frames)),
        If(Both(Bits(Read(weapon), hammer, "any"), check(frozen, "!=", 0)), (put(health, 0), put(frozen, 0))),
    )
    return program, (
        f"Write a routine for ice and hammer: if ${ice:02X} is set in the hit flags {weapon.address}, the enemy is frozen for {frames} frames ({frozen.address}). After that, if ${hammer:02X} is set and it is frozen (not 0), its health {health.address} and the frozen time become 0.",
        f"How do I let frozen enemies shatter? Hits: byte {weapon.address}, ice mask ${ice:02X}, hammer mask ${hammer:02X}. Ice: {frozen.address} = {frames}. Then hammer with {frozen.address} nonzero: {health.address} = 0, {frozen.address} = 0. Both in one call freeze and shatter.",
        f"if byte[{weapon.address}] & ${ice:02X}: byte[{frozen.address}] = {frames}; if (byte[{weapon.address}] & ${hammer:02X}) && byte[{frozen.address}]: byte[{health.address}] = byte[{frozen.address}] = 0.",
        f"Freezor first turns into a block of ice, {frames} frames on the clock {frozen.address}, when the rod's bit ${ice:02X} arrives in {weapon.address}; the hammer's bit ${hammer:02X} breaks whatever is ice at that moment, the same call included: no energy left in {health.address}, clock at 0.",
    )


def powder_transforms(draw: Drawer) -> Made:
    kinds, powdered = draw.slots(8, 8)
    becomes, immune = draw.rng.sample(range(1, 0xF0), 2)
    program = (
        Each(
            (kinds, powdered),
            (
                If(
                    Both(Bits(Read(Here(powdered)), 0x80, "any"), check(Here(kinds), "!=", immune)),
                    (put(Here(kinds), becomes), put(Here(powdered), 0)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets magic powder work: each of the {kinds.length} sprites whose powder byte ({where(powdered)}) has bit 7 set changes its type ({where(kinds)}) to ${becomes:02X}, and its powder byte becomes 0. Type ${immune:02X} is immune: both its bytes stay.",
        f"How do I turn powdered enemies into slimes? Types: {where(kinds)}. Powder marks: {where(powdered)}, negative = hit. Hit and not type ${immune:02X}: type = ${becomes:02X}, mark = 0.",
        f"for i < {kinds.length}: if (mark[i] & $80) && type[i] != ${immune:02X}: type[i] = ${becomes:02X}, mark[i] = 0; type: {where(kinds)}; mark: {where(powdered)}.",
        f"A cloud of powder: {powdered.length} marks from {powdered.address} (top bit = dusted) belong to {kinds.length} creatures, kinds from {kinds.address}. The dusted ones shrink to kind ${becomes:02X} and are clean again, except that kind ${immune:02X} does not care and keeps the dust.",
    )


def homing_velocity(draw: Drawer) -> Made:
    x, target, speed = draw.variable(8), draw.variable(8), draw.variable(8, signed=True)
    limit = draw.rng.randrange(8, 64)
    program = (
        If(
            check(x, "<", target),
            (when(check(speed, "<", limit, signed=True), more(speed)),),
            (when(check(speed, ">", 256 - limit, signed=True), less(speed)),),
        ),
    )
    return program, (
        f"Write a routine for a homing shot: if its x {x.address} is less than the target's {target.address} (unsigned bytes), the signed speed {speed.address} goes up by 1 unless it is {limit} or more; otherwise it goes down by 1 unless it is -{limit} or less.",
        f"How do I steer towards a target with inertia? Position byte {x.address}, target byte {target.address}, velocity {speed.address} (signed). Position < target: velocity + 1 while velocity < {limit}. Else: velocity - 1 while velocity > -{limit}.",
        f"v = signed byte[{speed.address}]; if byte[{x.address}] < byte[{target.address}]: v += v < {limit}; else v -= v > -{limit}. Positions unsigned.",
        f"The flying tile swerves after Link: he is at {target.address}, it at {x.address}. Being left of him it gains one unit of rightward speed a frame, otherwise one of leftward speed; {speed.address} holds it in two's complement, and beyond {limit} either way nothing is added any more.",
    )


def bob_up_and_down(draw: Drawer) -> Made:
    speed, way = draw.variable(8, signed=True), draw.variable(8)
    limit = draw.rng.randrange(4, 32)
    program = (
        If(
            check(way, "==", 0),
            (more(speed), when(check(speed, ">=", limit, signed=True), put(way, 1))),
            (less(speed), when(check(speed, "<=", 256 - limit, signed=True), put(way, 0))),
        ),
    )
    return program, (
        f"Write a routine that lets a sprite hover: while {way.address} is 0 its signed vertical speed {speed.address} rises by 1 a call, and at {limit} or more {way.address} becomes 1. Otherwise the speed falls by 1, and at -{limit} or less {way.address} becomes 0.",
        f"How do I make an item bob up and down? Speed byte {speed.address} (two's complement), phase byte {way.address}. Phase 0: speed + 1, then phase 1 when speed >= {limit}. Else: speed - 1, then phase 0 when speed <= -{limit}. Signed comparisons.",
        f"v = signed byte[{speed.address}]; if !byte[{way.address}]: if ++v >= {limit}: byte[{way.address}] = 1; else: if --v <= -{limit}: byte[{way.address}] = 0. (8-bit wrap)",
        f"The fairy floats: her speed swings between {limit} and minus {limit}, one step a frame. It is kept, signed, in {speed.address}; {way.address} says whether it is growing (0) or shrinking (anything else). Switch the phase as soon as the new speed is at the end or past it.",
    )


def segments_follow(draw: Drawer) -> Made:
    trail = draw.array(8, 32)
    segments = draw.array(8, draw.one(3, 4, 5, 6))
    head, gap = draw.variable(8, below=32), draw.one(2, 3, 4, 5)
    back = masked(minus(head, Scaled(plus(Index(), 1), gap)), 31)
    program = (Each((segments,), (Set(Here(segments), Read(Item(trail, back))),)),)
    return program, (
        f"Write a routine that drags a worm's tail along: {trail.address} holds the head's last 32 positions as a ring of bytes, the newest at index {head.address} (0 to 31). Segment i (from 0; {where(segments)}) gets the one that is {gap} * (i + 1) older, the index taken modulo 32.",
        f"How do I place {segments.length} tail segments from a history buffer? Ring of 32 bytes at {trail.address}, newest entry number {head.address} < 32. seg[i] = ring[(newest - {gap} * (i + 1)) & 31] for {where(segments)}.",
        f"for i in 0..{segments.length - 1}: byte[{segments.address} + i] = byte[{trail.address} + ((byte[{head.address}] - {gap} * (i + 1)) & $1F)].",
        f"Moldorm's body repeats what the head did, each of the {segments.length} balls {gap} frames behind the one in front. The head's past is in the 32 bytes from {trail.address}, {head.address} tells which is now (the buffer wraps, older is lower). Fill the balls' bytes from {segments.address}; the first ball is {gap} frames behind the head.",
    )


def item_vanishes(draw: Drawer) -> Made:
    life, shown, state = draw.variable(8), draw.variable(8), draw.variable(8)
    warning, bit = draw.rng.randrange(20, 90), draw.one(1, 2, 4)
    program = (
        less(life),
        If(check(life, "==", 0), (put(state, 0), Stop())),
        put(
            shown,
            Chosen(Both(check(life, "<", warning), Bits(Read(life), bit, "any")), Number(0), Number(1)),
        ),
    )
    return program, (
        f"Write a routine that lets a dropped item vanish: its life {life.address} goes down by 1 (0 wraps to 255). At 0 its state {state.address} becomes 0 and that's it. Otherwise {shown.address} is 1, but 0 if the life is below {warning} and its bit mask ${bit:02X} is set.",
        f"How do I make a rupee flicker before it disappears? Life byte {life.address} - 1. Zero now: state byte {state.address} = 0, done (leave {shown.address}). Else visible byte {shown.address} = 0 when life < {warning} and life & {bit}, else 1.",
        f"if --byte[{life.address}] == 0: byte[{state.address}] = 0; else byte[{shown.address}] = (byte[{life.address}] < {warning} && byte[{life.address}] & {bit}) ? 0 : 1.",
        f"Hearts on the floor don't last. {life.address} ticks down by one a frame; during the last {warning - 1} frames the heart is drawn ({shown.address} = 1) only while bit value {bit} of it is 0 and hidden (0) otherwise; before that it's always drawn. When the tick gives 0, free the slot: 0 to {state.address}.",
    )


def angry_cuccos(draw: Drawer) -> Made:
    hits, anger = draw.variable(8), draw.variable(16)
    patience, time = draw.rng.randrange(8, 50), draw.one(300, 600, 900, 1200, 512)
    program = (
        more_up_to(hits, 255),
        If(check(hits, ">=", patience), (put(anger, time),)),
    )
    return program, (
        f"Write a routine, called when a chicken is struck: {hits.address} counts the blows (it stops at 255), and whenever the count then is {patience} or more, the flock's anger, the word {anger.address}, is set to {time}.",
        f"How do I let the cuccos attack after {patience} hits? Hit byte {hits.address} + 1 without wrapping; if it is now {patience} or more, 16-bit timer {anger.address} = {time}.",
        f"byte[{hits.address}] = min(byte[{hits.address}] + 1, 255); if byte[{hits.address}] >= {patience}: word[{anger.address}] = {time}.",
        f"Hens forgive {patience - 1} strokes. {hits.address} is how many there have been (keep $FF if it gets there); the next, and each one after it, brings on {time} frames of revenge in {anger.address} (two bytes).",
    )


def blade_trap(draw: Drawer) -> Made:
    x, y, hero_x, hero_y, state = (draw.variable(8) for _ in range(5))
    width = draw.rng.randrange(6, 24)
    sideways, upright = draw.rng.sample(range(0x80, 0x88), 2)
    program = (
        If(Bits(Read(state), 0x80, "any"), (Stop(),)),
        If(
            Compared("<", Binary("distance", Read(y), Read(hero_y)), Number(width)),
            (put(state, sideways),),
            (when(Compared("<", Binary("distance", Read(x), Read(hero_x)), Number(width)), put(state, upright)),),
        ),
    )
    return program, (
        f"Write a routine for a blade trap: only while bit 7 of its state {state.address} is clear, look at the hero. If his y {hero_y.address} and its y {y.address} differ by less than {width} it strikes sideways (state ${sideways:02X}); else if the x values {hero_x.address} and {x.address} differ by less than {width}, up or down (state ${upright:02X}). Unsigned bytes.",
        f"How do I trigger a spike trap when the player lines up? Trap ({x.address}, {y.address}), player ({hero_x.address}, {hero_y.address}), state {state.address}, below $80 = waiting ($80 and up: nothing is done). |dy| < {width}: state = ${sideways:02X}. Otherwise |dx| < {width}: state = ${upright:02X}.",
        f"if byte[{state.address}] < $80: if |byte[{y.address}] - byte[{hero_y.address}]| < {width}: byte[{state.address}] = ${sideways:02X}; else if |byte[{x.address}] - byte[{hero_x.address}]| < {width}: byte[{state.address}] = ${upright:02X}.",
        f"The corner blade shoots out at whoever crosses its row (nearer than {width} pixels vertically, checked first, state ${sideways:02X}) or column (nearer than {width} horizontally, state ${upright:02X}). Its place is {x.address}/{y.address}, Link's {hero_x.address}/{hero_y.address}, x before y. Already moving (bit 7 of {state.address} set), it goes on as it is.",
    )


def thief_steals(draw: Drawer) -> Made:
    rupees, loot = draw.variable(16), draw.variable(16)
    most = draw.rng.randrange(5, 100)
    taken = Algorithms(draw).own("taken", 16)
    program = (
        put(taken, Binary("min", Read(rupees), Number(most, 16))),
        less(rupees, taken),
        more(loot, taken),
    )
    return program, (
        f"Write a routine for a thief: it takes {most} rupees from the word {rupees.address}, or all if there are fewer, and adds what it took to the word {loot.address}.",
        f"How do I steal money without going below zero? amount = min(word {rupees.address}, {most}); purse -= amount; loot word {loot.address} += amount (16 bits, wraps).",
        f"t = min(word[{rupees.address}], {most}); word[{rupees.address}] -= t; word[{loot.address}] += t.",
        f"A Pikit's tongue reaches Link's purse ({rupees.address}). Up to {most} rupees change hands, never more than he has. They pile up in {loot.address}, to be dropped when it dies. Both are 16-bit.",
    )


def eats_the_shield(draw: Drawer) -> Made:
    held, shield, eaten = draw.variable(8), draw.variable(8), draw.variable(8)
    frames, top = draw.rng.randrange(30, 200), draw.one(3, 4)
    program = (
        more(held),
        If(check(held, "<", frames), (Stop(),)),
        put(held, 0),
        If(Between(Read(shield), 1, top - 1), (put(eaten, shield), put(shield, 0))),
    )
    return program, (
        f"Write a routine for a Like Like that has swallowed the hero: count {held.address} up; below {frames} that is all. Then the count is 0 again, and a shield {shield.address} of level 1 to {top - 1} is eaten: its level is noted in {eaten.address} and the shield becomes 0.",
        f"How do I let an enemy eat the shield after {frames} frames? Counter byte {held.address} + 1; >= {frames}: counter = 0, and if 1 <= shield byte {shield.address} < {top}, copy it to {eaten.address} and clear it. Other levels are safe.",
        f"if ++byte[{held.address}] >= {frames}: byte[{held.address}] = 0; if 1 <= byte[{shield.address}] <= {top - 1}: byte[{eaten.address}] = byte[{shield.address}], byte[{shield.address}] = 0.",
        f"It takes {frames} calls in its stomach ({held.address} counts them, from 0 again afterwards) until the shield is digested. What is in {shield.address} then moves to {eaten.address} and leaves 0 behind, provided it is at least 1 and less than {top}; the mirror shield, {top}, cannot be eaten.",
    )


def mimic(draw: Drawer) -> Made:
    across, down, own_across, own_down = (draw.variable(8) for _ in range(4))
    flipped = draw.one("x", "y", "both")
    program = (
        put(own_across, Unary("negate", Read(across)) if flipped != "y" else Read(across)),
        put(own_down, Unary("negate", Read(down)) if flipped != "x" else Read(down)),
    )
    rule = {"x": "x negated, y the same", "y": "x the same, y negated", "both": "both negated"}[flipped]
    return program, (
        f"Write a routine for an enemy that mirrors the hero's steps: its speeds {own_across.address} (x) and {own_down.address} (y) become his, {across.address} and {down.address}, {rule}. Signed bytes, two's complement.",
        f"How do I make a mimic? Hero velocity: x {across.address}, y {down.address}. Mimic velocity: x {own_across.address}, y {own_down.address}. Copy with {rule}.",
        f"byte[{own_across.address}] = {'-' if flipped != 'y' else ''}byte[{across.address}]; byte[{own_down.address}] = {'-' if flipped != 'x' else ''}byte[{down.address}].",
        f"The statue answers each of Link's moves as a mirror would ({rule}). He moves by {across.address} across and {down.address} down; put the statue's moves into {own_across.address} and {own_down.address}.",
    )


def hugs_the_wall(draw: Drawer) -> Made:
    way, ahead, beside = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    right_hand = draw.maybe(0.5)
    turn, back = (1, 3) if right_hand else (3, 1)
    program = (
        If(
            check(beside, "==", 0),
            (put(way, masked(plus(way, turn), 3)),),
            (when(check(ahead, "!=", 0), put(way, masked(plus(way, back), 3))),),
        ),
    )
    hand = "right" if right_hand else "left"
    other = "left" if right_hand else "right"
    return program, (
        f"Write a routine for a spark that runs along walls: directions 0 to 3 go clockwise, kept in {way.address}. If there is no wall at its {hand} ({beside.address} is 0) it turns {hand}; else if there is one ahead ({ahead.address} not 0) it turns {other}; else it goes on. A turn right is +1 and a turn left +3, modulo 4.",
        f"How do I follow a wall with the {hand} hand? Direction byte {way.address}, below 4, clockwise. Wall beside: byte {beside.address}; wall ahead: byte {ahead.address} (0 = free). Beside free: direction = (direction + {turn}) & 3. Beside blocked and ahead blocked: (direction + {back}) & 3. Otherwise unchanged.",
        f"d = byte[{way.address}] < 4; if !byte[{beside.address}]: d = (d + {turn}) & 3; else if byte[{ahead.address}]: d = (d + {back}) & 3.",
        f"Sparky keeps touching the wall on its {hand}. Loses it ({beside.address} reads 0)? Round the corner: {turn} quarter turn{'s' if turn > 1 else ''} clockwise on {way.address}. Still touching, but blocked in front ({ahead.address} nonzero)? {back} quarter turn{'s' if back > 1 else ''} clockwise. After 3 comes 0.",
    )


def contact_damage(draw: Drawer) -> Made:
    kinds = draw.one(4, 6, 8)
    kind, armor, damage = draw.variable(8, below=kinds), draw.variable(8, below=3), draw.variable(8)
    values = tuple(draw.rng.choice((2, 4, 8, 16, 24, 32)) for _ in range(kinds * 3))
    table = Table("BumpDamageTable", "damage", values)
    place = plus(Scaled(Read(kind), 3), armor)
    return (put(damage, at(table, place)),), (
        f"Write a routine that finds what touching an enemy costs: the damage class {kind.address} (0 to {kinds - 1}) has three bytes in the list {listed(table)}, for armor 0, 1 and 2 ({armor.address}). Store the right one at {damage.address}.",
        f"How do I get bump damage by class and armor? Triples: {listed(table)}. Index = 3 * byte {kind.address} (< {kinds}) + byte {armor.address} (< 3). Result byte {damage.address}.",
        f"byte[{damage.address}] = [{listed(table)}][3 * byte[{kind.address}] + byte[{armor.address}]]; class < {kinds}, armor < 3.",
        f"{kinds} classes of monster, and for each what green, blue and red mail let through: {listed(table)}, three numbers to a class. Class {kind.address} has bumped into Link in mail {armor.address} (0 green, 1 blue, 2 red). Write how much it hurts to {damage.address}.",
    )


def respawn_blocked(draw: Drawer) -> Made:
    slots = draw.array(8, 8)
    killed, place, kind = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    masks = Table("BitMaskTable", "mask", tuple(1 << n for n in range(8)))
    dead = Compared("!=", masked(killed, at(masks, place)), Number(0))
    program = (If(dead, (put(at(slots, place), 0),), (put(at(slots, place), kind),)),)
    return program, (
        f"Write a routine that loads a room's sprite only if it was not killed before: number {place.address} (0 to 7). If bit {place.address} of {killed.address} is set, its slot (bytes from {slots.address}) becomes 0; otherwise it gets the type {kind.address}.",
        f"How do I keep dead enemies dead on re-entry? Kill mask byte {killed.address}, bit n for sprite n = byte {place.address} (below 8). Slot n of {where(slots)}: 0 when its bit is set, byte {kind.address} when clear.",
        f"n = byte[{place.address}] < 8; byte[{slots.address} + n] = (byte[{killed.address}] >> n) & 1 ? 0 : byte[{kind.address}].",
        f"The room remembers whom Link slew: eight flags in {killed.address}, bit 0 for sprite 0. When sprite {place.address} (0-7) of the list is due, place its kind {kind.address} into the table at {slots.address}, one byte per number, or an empty 0 if it has fallen before.",
    )


def flock_limit(draw: Drawer) -> Made:
    kinds = draw.one(draw.slots, draw.records)(8)[0]
    kind, limit = draw.variable(8), draw.rng.randrange(2, 6)
    count = Algorithms(draw).own("count")
    program = (
        Set(count, Count(kinds, check(Here(kinds), "==", kind))),
        Report(check(count, "<", limit)),
    )
    return program, (
        f"Write a routine that checks if another sprite of a type may come: carry set if fewer than {limit} of the {where(kinds)} equal {kind.address}, else clear.",
        f"How do I limit a sprite type to {limit} at a time? Types on screen: {where(kinds)}; type wanted: byte {kind.address}. Room for one more: carry set; {limit} or more there: carry clear.",
        f"carry = count(type[i] == byte[{kind.address}]) < {limit}; type: {where(kinds)}.",
        f"No more than {limit} of a kind. The kind that asks is in {kind.address}; those present are {where(kinds)}. Come in = carry 1, stay out = carry 0.",
    )


RECIPES = (
    prize_pack,
    kills_without_a_hit,
    damage_matrix,
    immune_or_hurt,
    child_follows_parent,
    orphans_die,
    overlord_spawns,
    bounce_on_floor,
    bounce_off_walls,
    freeze_and_shatter,
    powder_transforms,
    homing_velocity,
    bob_up_and_down,
    segments_follow,
    item_vanishes,
    angry_cuccos,
    blade_trap,
    thief_steals,
    eats_the_shield,
    mimic,
    hugs_the_wall,
    contact_damage,
    respawn_blocked,
    flock_limit,
)
