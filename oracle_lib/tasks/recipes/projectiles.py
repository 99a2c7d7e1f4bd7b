"""What flies and burns: boomerangs, bombs, arrows, magic and medallions, their slots, lives and limits."""

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
    Extreme,
    Field,
    Here,
    If,
    Index,
    Number,
    Read,
    Report,
    Scaled,
    Set,
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
    listed,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def boomerang(draw: Drawer) -> Made:
    x, hand, flown, back = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    speed, reach = draw.rng.randrange(2, 7), draw.rng.randrange(16, 50)
    caught = Compared("<", Binary("distance", Read(x), Read(hand)), Number(speed, 16))
    program = (
        If(
            check(flown, "<", reach),
            (more(flown), more(x, speed)),
            (
                If(
                    caught,
                    (put(flown, 0), put(back, 1)),
                    (If(check(x, "<", hand), (more(x, speed),), (less(x, speed),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for a boomerang: as long as {flown.address} is below {reach} it is raised by 1 and the word {x.address} grows by {speed}. After that the boomerang returns: if it is less than {speed} away from the hand, the word {hand.address}, then {flown.address} becomes 0 and {back.address} becomes 1; otherwise it moves {speed} towards the hand (unsigned).",
        f"How do I throw something that comes back? Flight counter byte {flown.address}; x word {x.address}; hand x word {hand.address}; caught flag byte {back.address}. Counter < {reach}: counter + 1, x + {speed}. Otherwise |x - hand| < {speed}: counter = 0, caught = 1; else x changes by {speed} in the hand's direction.",
        f"if byte[{flown.address}] < {reach}: ++byte[{flown.address}], x += {speed}; else if |x - h| < {speed}: byte[{flown.address}] = 0, byte[{back.address}] = 1; else x += x < h ? {speed} : -{speed}; x = word[{x.address}], h = word[{hand.address}].",
        f"It flies to the right for {reach} frames (count them in {flown.address}), {speed} pixels each, and then heads for Link's hand at {hand.address} with the same speed. Its own place is {x.address}; both are 16-bit. When it could reach the hand in less than one step it is caught: counter to 0, {back.address} to 1, no further move.",
    )


def bomb_burns(draw: Drawer) -> Made:
    fuse, phase, sound = draw.variable(8), draw.variable(8), draw.variable(8)
    warning, boom, hiss = draw.rng.randrange(20, 70), *draw.rng.sample(range(1, 64), 2)
    blast = draw.rng.randrange(2, 16)
    program = (
        less(fuse),
        If(check(fuse, "==", 0), (put(phase, blast), put(sound, boom), Stop())),
        If(check(fuse, "==", warning), (put(phase, 1), put(sound, hiss))),
    )
    return program, (
        f"Write a routine that burns a bomb's fuse: {fuse.address} drops by 1 (0 wraps to 255). If it is now 0 the bomb explodes: phase {phase.address} = {blast}, sound {sound.address} = {boom}. If it is now exactly {warning} it begins to flash: phase 1, sound {hiss}.",
        f"How do I time a bomb? Fuse byte {fuse.address} - 1. New value 0: byte {phase.address} = {blast}, byte {sound.address} = {boom}. New value {warning}: byte {phase.address} = 1, byte {sound.address} = {hiss}. Otherwise only the fuse changes.",
        f"--byte[{fuse.address}]; == 0: byte[{phase.address}] = {blast}, byte[{sound.address}] = {boom}; == {warning}: byte[{phase.address}] = 1, byte[{sound.address}] = {hiss}. 8-bit wrap.",
        f"A bomb lies there for as long as {fuse.address} says. One frame less; with {warning} frames to go it turns red (stage 1 in {phase.address}, noise ${hiss:02X}), with none to go it bursts (stage {blast}, noise ${boom:02X}). Noises are sent through {sound.address}.",
    )


def arrow_sticks(draw: Drawer) -> Made:
    wall, speed, stuck, state = (draw.variable(8) for _ in range(4))
    solid, frames = draw.one(0x01, 0x80, 0x0F, 0x40), draw.rng.randrange(16, 100)
    fixed = draw.rng.randrange(2, 9)
    program = (
        If(Bits(Read(wall), solid, "none"), (Stop(),)),
        put(speed, 0),
        put(stuck, frames),
        put(state, fixed),
    )
    return program, (
        f"Write a routine that makes an arrow stick in a wall: if any bit of ${solid:02X} is set in the tile flags {wall.address}, its speed {speed.address} becomes 0, its remaining time {stuck.address} {frames} and its state {state.address} {fixed}. In free flight nothing changes.",
        f"How do I stop a shot at a solid tile? Flags {wall.address} & ${solid:02X}: speed byte {speed.address} = 0, timer byte {stuck.address} = {frames}, state byte {state.address} = {fixed}.",
        f"if byte[{wall.address}] & ${solid:02X}: byte[{speed.address}] = 0, byte[{stuck.address}] = {frames}, byte[{state.address}] = {fixed}.",
        f"Thunk! The arrow meets something with a bit of mask ${solid:02X} ({wall.address}). It stands still ({speed.address}), quivers for {frames} frames ({stuck.address}) and is from now on in state {fixed} ({state.address}). Over open ground it just flies on.",
    )


def shots_expire(draw: Drawer) -> Made:
    lives, kinds = draw.one(draw.slots, draw.records)(8, 8)
    gone = draw.variable(8)
    program = (
        put(gone, 0),
        Each(
            (lives, kinds),
            (
                If(
                    check(Here(lives), "!=", 0),
                    (
                        less(Here(lives)),
                        when(check(Here(lives), "==", 0), put(Here(kinds), 0), more(gone)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that ages all shots: of the lives, {where(lives)}, each that is not 0 drops by 1; where it becomes 0 the shot's kind ({where(kinds)}) becomes 0 too. {gone.address} tells how many ended in this call.",
        f"How do I remove projectiles after their lifetime? Life: {where(lives)}. Kind: {where(kinds)}. Nonzero life - 1; on reaching 0: kind = 0. Byte {gone.address} = number that reached 0 just now.",
        f"byte[{gone.address}] = 0; for i < {lives.length}: if life[i] && --life[i] == 0: kind[i] = 0, ++byte[{gone.address}]; life: {where(lives)}; kind: {where(kinds)}.",
        f"Every spell fades in time. {lives.length} slots with the frames they have left ({where(lives)}, 0 = none) and what flies there ({where(kinds)}). Let a frame pass; who has just run out leaves an empty slot, kind 0. Count those into {gone.address}.",
    )


def slot_or_oldest(draw: Drawer) -> Made:
    lives, slot = draw.one(draw.slots, draw.records)(8)[0], draw.variable(8)
    return (Set(slot, Extreme("min", lives, index=True)),), (
        f"Write a routine that picks the slot for a new particle: that with the least life left of the {where(lives)} (a free one has 0); of equals the first. Its number, from 0, goes to {slot.address}.",
        f"How do I replace the oldest effect when no slot is free? Lives: {where(lives)}, unsigned. {slot.address} = index of the smallest, lowest index on a tie. Free slots hold 0, so they win.",
        f"byte[{slot.address}] = argmin(l[0..{lives.length - 1}]), first one on ties; l: {where(lives)}.",
        f"There is no room for another spark? Then the one that would die soonest makes room. Remaining frames: {where(lives)}; whoever has the fewest (the earlier slot if several) is named in {slot.address}.",
    )


def two_bombs_at_most(draw: Drawer) -> Made:
    kinds = draw.one(draw.slots, draw.records)(8)[0]
    bombs, kind, most = draw.variable(8), draw.rng.randrange(1, 60), draw.rng.randrange(1, 4)
    count = Algorithms(draw).own("count")
    program = (
        Set(count, Count(kinds, check(Here(kinds), "==", kind))),
        Report(Both(check(bombs, "!=", 0), check(count, "<", most))),
    )
    return program, (
        f"Write a routine that says whether the hero may put down a bomb: he has one ({bombs.address} not 0) and fewer than {most} of the {where(kinds)} are ${kind:02X} (a lying bomb). Carry set if he may, else clear.",
        f"How do I allow only {most} bomb{'s' if most > 1 else ''} at a time? Stock byte {bombs.address} > 0 and count of ${kind:02X} in {where(kinds)} < {most}: carry set. Otherwise carry clear.",
        f"carry = byte[{bombs.address}] && count(k[i] == ${kind:02X}) < {most}; k: {where(kinds)}.",
        f"Effects on the screen are {where(kinds)}; number ${kind:02X} is a bomb. With {most} of those ticking already, or with nothing in the bag ({bombs.address}), Link has to wait: carry 0. Else carry 1.",
    )


def reflected(draw: Drawer) -> Made:
    shield, owner, across, down = (draw.variable(8) for _ in range(4))
    level, hero = draw.rng.randrange(2, 4), draw.one(1, 0x80, 0xFF)
    program = (
        If(
            check(shield, ">=", level),
            (put(owner, hero), put(across, Unary("negate", Read(across))), put(down, Unary("negate", Read(down)))),
            (put(owner, 0), put(across, 0), put(down, 0)),
        ),
    )
    return program, (
        f"Write a routine for a shot that strikes the shield: from shield level {level} on ({shield.address}) it is thrown back, so its owner {owner.address} becomes ${hero:02X} (the hero) and both speeds, {across.address} and {down.address}, are negated. A lesser shield swallows it: owner and both speeds become 0.",
        f"How do I reflect projectiles with the Mirror Shield? Shield byte {shield.address} >= {level}: owner byte {owner.address} = ${hero:02X}, x speed byte {across.address} and y speed byte {down.address} get the opposite sign (two's complement). Less: all three = 0.",
        f"if byte[{shield.address}] >= {level}: byte[{owner.address}] = ${hero:02X}, byte[{across.address}] = -byte[{across.address}], byte[{down.address}] = -byte[{down.address}]; else all three = 0.",
        f"The wizard's fireball hits Link's shield. Number {level} or better ({shield.address}) sends it home the way it came: turn {across.address} and {down.address} round and sign it as his own, ${hero:02X} in {owner.address}. Anything worse puts it out, which means zeros in those three bytes.",
    )


def sword_box(draw: Drawer) -> Made:
    way, x, y = draw.variable(8, below=4), draw.variable(16), draw.variable(16)
    box_x, box_y = draw.variable(16), draw.variable(16)
    reach = draw.rng.randrange(8, 20)
    across = Table("BoxXTable", "offset", (0, 0, 0x10000 - reach, reach), 16)
    down = Table("BoxYTable", "offset", (0x10000 - reach, reach, 0, 0), 16)
    return (put(box_x, plus(x, at(across, way))), put(box_y, plus(y, at(down, way)))), (
        f"Write a routine that places the sword's hit box: it lies {reach} pixels from the hero in the direction {way.address} (0 up, 1 down, 2 left, 3 right; y grows downwards). Hero: words {x.address} (x), {y.address} (y); box: words {box_x.address} (x), {box_y.address} (y).",
        f"How do I offset a hitbox by facing? Facing byte {way.address} < 4: 0 = y - {reach}, 1 = y + {reach}, 2 = x - {reach}, 3 = x + {reach}; the other axis as it is. From words {x.address}/{y.address} to words {box_x.address}/{box_y.address} (x/y).",
        f"d = byte[{way.address}] < 4; word[{box_x.address}] = word[{x.address}] + [0, 0, -{reach}, {reach}][d]; word[{box_y.address}] = word[{y.address}] + [-{reach}, {reach}, 0, 0][d].",
        f"Link at ({x.address}, {y.address}) strikes north, south, west or east ({way.address} = 0, 1, 2, 3). The blade's point is {reach} units in front of him; write its coordinates, 16 bits like his, to ({box_x.address}, {box_y.address}).",
    )


def medallion_strikes(draw: Drawer) -> Made:
    states, timers = draw.slots(8, 8)
    magic, cost = draw.variable(8), draw.one(16, 32, 8)
    active, time = draw.rng.randrange(4, 12), draw.rng.randrange(60, 256)
    changed = draw.rng.randrange(0x0B, 0x20)
    program = (
        If(check(magic, "<", cost), (Stop(),)),
        less(magic, cost),
        Each(
            (states, timers),
            (If(check(Here(states), ">=", active), (put(Here(states), changed), put(Here(timers), time))),),
        ),
    )
    return program, (
        f"Write a routine for a medallion: with magic {magic.address} below {cost} nothing happens. Otherwise it costs {cost}, and every sprite whose state ({where(states)}) is {active} or more gets state {changed} and timer ({where(timers)}) {time}.",
        f"How do I hit all enemies on screen with one spell? Magic byte {magic.address} >= {cost}: subtract {cost}; for each i with state[i] >= {active}: state[i] = {changed}, timer[i] = {time}. States: {where(states)}; timers: {where(timers)}. Too little magic: no effect.",
        f"if byte[{magic.address}] >= {cost}: byte[{magic.address}] -= {cost}; for i < {states.length}: if s[i] >= {active}: s[i] = {changed}, t[i] = {time}; s: {where(states)}; t: {where(timers)}.",
        f"Ether freezes whatever is alive (states from {active} up, {states.length} bytes at {states.address}): state ${changed:02X} for ${time:02X} frames each (frames are kept in the {timers.length} bytes at {timers.address}). Link pays {cost} out of {magic.address}; if he can't, the sky stays blue.",
    )


def chain_explosion(draw: Drawer) -> Made:
    xs, fuses = draw.slots(8, 8)
    center, reach = draw.variable(8), draw.rng.randrange(10, 60)
    near = Compared("<", Binary("distance", Read(Here(xs)), Read(center)), Number(reach))
    program = (Each((xs, fuses), (If(Both(check(Here(fuses), "!=", 0), near), (put(Here(fuses), 1),)),)),)
    return program, (
        f"Write a routine that lets one explosion set off others: each bomb that burns (fuse not 0; {where(fuses)}) and lies less than {reach} from {center.address} (positions: {where(xs)}; unsigned bytes) gets the fuse 1.",
        f"How do I chain bombs? Fuses: {where(fuses)} (0 = no bomb). Positions: {where(xs)}. Blast at byte {center.address}, radius {reach}: fuse[i] = 1 where fuse[i] != 0 and |x[i] - blast| < {reach}.",
        f"for i < {xs.length}: if f[i] && |x[i] - byte[{center.address}]| < {reach}: f[i] = 1; f: {where(fuses)}; x: {where(xs)}.",
        f"One bomb has gone off at column {center.address}, and its neighbours won't last: whichever still has a fuse ({fuses.length} bytes from {fuses.address}, zero for none) and is nearer than {reach} columns ({xs.address} ff. tell where) has a single frame left.",
    )


def three_way_shot(draw: Drawer) -> Made:
    speeds = draw.array(8, draw.one(3, 5, 7))
    aim, spread = draw.variable(8), draw.rng.randrange(2, 16)
    half = speeds.length // 2
    first = half * spread
    value = minus(plus(aim, Scaled(Index(), spread)), first)
    return (Each((speeds,), (put(Here(speeds), value),)),), (
        f"Write a routine that fans out {speeds.length} shots: their sideways speeds ({where(speeds)}) are the aim {aim.address} plus {spread} * (i - {half}) for i = 0 to {speeds.length - 1}, modulo 256.",
        f"How do I make a spread of {speeds.length} bullets? Middle one: byte {aim.address}. Neighbours differ by {spread}, rising with the index. Fill the bytes {speeds.address} to {speeds.address + (speeds.length - 1)} (two's complement, wraps).",
        f"for i in 0..{speeds.length - 1}: byte[{speeds.address} + i] = byte[{aim.address}] + {spread} * (i - {half}).",
        f"Agahnim splits his lightning into {speeds.length} beams. The central one, number {half}, goes with speed {aim.address}; each step to a higher number adds {spread} and each to a lower takes {spread} away. Their speeds are bytes at {speeds.address}.",
    )


def flame_spreads(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(8, 12, 16, 24))
    burning, grass = draw.rng.sample(range(1, 16), 2)
    algorithms = Algorithms(draw)
    before, now = algorithms.own("before"), algorithms.own("now")
    program = (
        put(before, 0),
        Each(
            (cells,),
            (
                put(now, Here(cells)),
                If(Both(check(now, "==", grass), check(before, "==", burning)), (put(Here(cells), burning),)),
                put(before, now),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets fire spread one cell to the right: in the {where(cells)}, a cell of grass (${grass:02X}) whose left neighbour (the byte before) was burning (${burning:02X}) before this call becomes ${burning:02X}. The first cell has no left neighbour.",
        f"How do I spread a flame by exactly one tile per call? Cells: {where(cells)}. new[i] = ${burning:02X} where old[i] == ${grass:02X} and old[i - 1] == ${burning:02X} (i >= 1); all others keep their value. What has just caught fire must not go on in the same call.",
        f"for i = 1..{cells.length - 1}: if old[i] == ${grass:02X} && old[i - 1] == ${burning:02X}: new[i] = ${burning:02X}; old = the {where(cells)} on entry, new = in the same place.",
        f"West wind! The rod has set a strip of meadow alight: {cells.length} bytes from {cells.address}, ${grass:02X} for grass, ${burning:02X} for fire, others don't matter. Each call the fire jumps from every burning square to the next one in the list, if grass grows there, and only one square far.",
    )


def arrow_with_rupees(draw: Drawer) -> Made:
    rupees, quiver, shot = draw.variable(16), draw.variable(8), draw.variable(8)
    price, plain, silver = draw.one(5, 10, 20, 50), *draw.rng.sample(range(1, 16), 2)
    has_silver = draw.variable(8)
    kind = Chosen(Bits(Read(has_silver), 0x40, "any"), Number(silver), Number(plain))
    program = (
        If(check(quiver, "==", 0), (put(shot, 0), Stop())),
        If(check(rupees, "<", price), (put(shot, 0), Stop())),
        less(rupees, price),
        put(shot, kind),
    )
    return program, (
        f"Write a routine for a bow that shoots rupees: the shot {shot.address} is 0 if there is no quiver ({quiver.address} is 0) or the word {rupees.address} is below {price}. Otherwise {price} are paid and the shot is {silver} if bit 6 of {has_silver.address} is set, {plain} if not.",
        f"How do I fire arrows that cost {price} rupees each? Quiver byte {quiver.address} nonzero and word {rupees.address} >= {price}: purse - {price}, byte {shot.address} = byte {has_silver.address} & $40 ? {silver} : {plain}. Else byte {shot.address} = 0 and nothing is paid.",
        f"if byte[{quiver.address}] && word[{rupees.address}] >= {price}: word[{rupees.address}] -= {price}, byte[{shot.address}] = (byte[{has_silver.address}] & $40) ? {silver} : {plain}; else byte[{shot.address}] = 0.",
        f"As in the first Zelda: no arrows, only money, {price} a shot from {rupees.address} (16 bits). Link needs the quiver ({quiver.address} other than zero). Silver tips, $40 of {has_silver.address}, make it missile {silver}, wood is missile {plain}; write which to {shot.address}, or 0 when the string just twangs.",
    )


def net_catches(draw: Drawer) -> Made:
    kind, bottle, low = draw.variable(8), draw.variable(8), draw.rng.randrange(0x20, 0xD0)
    high = low + draw.rng.randrange(4, 32)
    content = draw.rng.randrange(1, 12)
    state = draw.variable(8)
    shift = low - content
    program = (
        If(
            Both(Between(Read(kind), low, high), Bits(Read(bottle), 0x80, "any")),
            (put(bottle, minus(kind, shift)), put(state, 0)),
        ),
    )
    return program, (
        f"Write a routine for the bug net: a sprite of type ${low:02X} to ${high:02X} ({kind.address}) can be caught if the bottle {bottle.address} is empty (bit 7 set). Then the bottle becomes the type minus ${shift:02X}, and the sprite's state {state.address} becomes 0.",
        f"How do I put a bee or fairy into a bottle? Type byte {kind.address} from ${low:02X} to ${high:02X} inclusive, bottle byte {bottle.address} >= $80 (= empty): bottle = type - ${shift:02X}, state byte {state.address} = 0. Otherwise no change.",
        f"if ${low:02X} <= byte[{kind.address}] <= ${high:02X} && byte[{bottle.address}] & $80: byte[{bottle.address}] = byte[{kind.address}] - ${shift:02X}, byte[{state.address}] = 0.",
        f"Link swings his net at creature {kind.address}. Numbers ${low:02X} up to and including ${high:02X} fit into a bottle, and their contents are numbered {content}, {content + 1} and so on in the same order. His bottle, {bottle.address}, must be empty: $80 or more. What he has caught disappears from the field (0 in {state.address}).",
    )


def orbit(draw: Drawer) -> Made:
    angle, x, y = draw.variable(8), draw.variable(8), draw.variable(8)
    ox, oy = draw.variable(8), draw.variable(8)
    step = draw.one(1, 2, 3, 5)
    radius = draw.one(
        (0, 6, 8, 6, 0, 250, 248, 250), (0, 11, 16, 11, 0, 245, 240, 245), (0, 17, 24, 17, 0, 239, 232, 239)
    )
    sine = Table("SineTable", "offset", radius)
    cosine = Table("CosineTable", "offset", radius[2:] + radius[:2])
    sector = Field(Read(angle), 5, 3)
    program = (
        more(angle, step),
        put(ox, plus(x, at(cosine, sector))),
        put(oy, plus(y, at(sine, sector))),
    )
    return program, (
        f"Write a routine that turns a guard orb around the hero: the angle {angle.address} grows by {step} (wraps), and its top three bits pick one of 8 places: x {ox.address} = {x.address} + [{listed(cosine)}], y {oy.address} = {y.address} + [{listed(sine)}]. Bytes, modulo 256.",
        f"How do I orbit something in eight steps? Angle byte {angle.address} += {step}; k = angle >> 5; byte {ox.address} = byte {x.address} + [{listed(cosine)}][k]; byte {oy.address} = byte {y.address} + [{listed(sine)}][k].",
        f"a = byte[{angle.address}] += {step}; byte[{ox.address}] = byte[{x.address}] + c[a >> 5]; byte[{oy.address}] = byte[{y.address}] + s[a >> 5]; c = {listed(cosine)}; s = {listed(sine)}.",
        f"The Cane of Byrna's spark circles Link ({x.address}, {y.address}). Its angle {angle.address} runs through 256 by {step} a frame, but it only has eight stations of 32 each, east first: x offsets {listed(cosine)}, y offsets {listed(sine)} (two's complement). Where it is after this frame goes to ({ox.address}, {oy.address}).",
    )


RECIPES = (
    boomerang,
    bomb_burns,
    arrow_sticks,
    shots_expire,
    slot_or_oldest,
    two_bombs_at_most,
    reflected,
    sword_box,
    medallion_strikes,
    chain_explosion,
    three_way_shot,
    flame_spreads,
    arrow_with_rupees,
    net_catches,
    orbit,
)
