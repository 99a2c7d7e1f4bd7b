"""Dangers of a place: crushers, quicksand, searchlights, icicles, wind tunnels, swinging axes, falling bridges, pots."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Either,
    Field,
    Here,
    If,
    Number,
    Position,
    Read,
    Saturating,
    Set,
    Shifted,
    Stop,
    Switch,
    Table,
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


def crusher_cycle(draw: Drawer) -> Made:
    phase, y, timer = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    top = draw.rng.randrange(0x10, 0x40)
    floor = top + draw.rng.randrange(0x40, 0x80)
    fast, rest = draw.one(6, 8, 12), draw.rng.randrange(10, 60)
    program = (
        Switch(
            Read(phase),
            (
                (0, (more_up_to(y, floor, fast), when(check(y, "==", floor), put(phase, 1), put(timer, 0)))),
                (1, (more(timer), when(check(timer, ">=", rest), put(phase, 2)))),
                (2, (less_down_to(y, top, 1), when(check(y, "==", top), put(phase, 0)))),
            ),
        ),
    )
    return program, (
        f"Crusher in three phases ({phase.address}, 0-2). 0: its y {y.address} grows by {fast} to {floor} at most; arriving there starts phase 1 with the timer {timer.address} at 0. 1: the timer counts up, and at {rest} or more phase 2 begins. 2: y shrinks by 1 to {top} at least; arriving there starts phase 0.",
        f"0: y = min(y + {fast}, {floor}), y == {floor} -> ph = 1, t = 0. 1: ++t >= {rest} -> ph = 2. 2: y = max(y - 1, {top}), y == {top} -> ph = 0. ph {phase.address} < 3, y {y.address}, t {timer.address}.",
        f"How do I code a stomper that falls fast, waits and rises slowly? State byte {phase.address}: 0 falling ({fast} per frame, clamp at {floor}), 1 waiting (until {timer.address}, zeroed on landing and raised each frame, is {rest} or more), 2 rising (1 per frame, clamp at {top}), then 0 again. Position {y.address}, unsigned. One state a call.",
        f"Write a trap that squashes. State {phase.address} is under 3. In state 0 the block comes down {fast} lines a frame, not beyond line {floor} ({y.address}); on that line it goes into state 1 and forgets the time. In state 1 it counts the time in {timer.address} and goes into state 2 after {rest} frames. In state 2 it climbs by a line, not above line {top}, and there it returns to state 0.",
    )


def quicksand_pulls(draw: Drawer) -> Made:
    inside, pressed, depth, hp = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    most, kick, hurt = draw.rng.randrange(40, 120), draw.rng.randrange(4, 12), draw.rng.randrange(4, 40)
    program = (
        If(check(inside, "==", 0), (put(depth, 0), Stop())),
        more(depth),
        when(Bits(Read(pressed), 0x80, "any"), less_down_to(depth, 0, kick)),
        If(check(depth, ">=", most), (less_down_to(hp, 0, hurt), put(depth, 0))),
    )
    return program, (
        f"Quicksand: out of it ({inside.address} = 0) the depth {depth.address} is 0. In it (1) the hero sinks by 1, and each new press of B (bit 7 of {pressed.address}) brings him {kick} up (not above 0). At {most} or more he is swallowed: {hurt} damage to {hp.address} (floor 0), and the depth is 0.",
        f"in {inside.address} == 0: d = 0. Else ++d; B (bit 7, {pressed.address}): d = max(d - {kick}, 0); d >= {most}: hp = max(hp - {hurt}, 0), d = 0. d {depth.address}, hp {hp.address}.",
        f"How do I make sand you must mash out of? Flag {inside.address} (0 outside: depth cleared; 1 inside), depth byte {depth.address} + 1 a frame, minus {kick} on a press of $80 in {pressed.address} (after the sinking, no underflow), limit {most}: lose {hurt} of {hp.address}, which stops at zero, and start from depth 0.",
        f"Write a desert's trap. Firm ground, 0 in {inside.address}, resets {depth.address}. Loose sand, 1, pulls one deeper every frame. Top bit of {pressed.address} on: a struggle, {kick} less deep, or just on the surface. {most} deep or deeper means {hurt} hearts fewer, if there are as many, in {hp.address}, and he's put back on the surface.",
    )


def searchlight_finds(draw: Drawer) -> Made:
    light, hero, crouch, alarm = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    guards = draw.variable(8)
    wide = draw.rng.randrange(12, 40)
    limit, step = draw.rng.randrange(30, 120), draw.one(2, 3, 4)
    reach = Algorithms(draw).own("reach")
    program = (
        put(reach, wide),
        when(check(crouch, "==", 1), put(reach, wide // 2)),
        If(
            Compared("<", Binary("distance", Read(light), Read(hero)), Read(reach)),
            (more_up_to(alarm, 255, step),),
            (less_down_to(alarm, 0),),
        ),
        when(check(alarm, ">=", limit), put(guards, 1)),
    )
    return program, (
        f"Searchlight: it sees the hero {hero.address} when he's less than {wide} from its centre {light.address} (unsigned), less than {wide // 2} if he crouches ({crouch.address} = 1, else 0). Seen, the alarm {alarm.address} rises by {step} (255 at most), unseen it falls by 1 (floor 0). At {limit} or more the guards come: {guards.address} = 1 (it's never cleared here).",
        f"r = crouch ? {wide // 2} : {wide}; |l - h| < r: a = min(a + {step}, 255), else a = max(a - 1, 0); a >= {limit}: guards = 1. l {light.address}, h {hero.address}, crouch {crouch.address} (0/1), a {alarm.address}, guards {guards.address}.",
        f"How do I do a stealth spotlight with a detection meter? Beam x {light.address}, player x {hero.address}, radius {wide} (exclusive), {wide // 2} for a ducked player (flag {crouch.address} 0/1). Meter {alarm.address}: +{step} in the beam, -1 out of it, saturating at both ends. From {limit} on raise {guards.address} to 1.",
        f"Write a prison yard by night. The lamp shines {wide} columns to either side of column {light.address}, or rather on columns fewer than that away; on one who lies flat (1 in {crouch.address}, 0 if he doesn't) only fewer than {wide // 2}. On the hero, at column {hero.address}? Then suspicion {alarm.address} grows by {step}, else it shrinks by one; it stays between 0 and 255. Suspicion of {limit} or more opens the barracks, 1 in {guards.address}.",
    )


def icicles_drop(draw: Drawer) -> Made:
    xs, states = draw.one(draw.slots, draw.records)(8, 8)
    hero, falling = draw.variable(8), draw.variable(8)
    near = draw.rng.randrange(6, 24)
    program = (
        put(falling, 0),
        Each(
            (xs, states),
            (
                when(
                    Both(
                        check(Here(states), "==", 0),
                        Compared("<", Binary("distance", Read(Here(xs)), Read(hero)), Number(near)),
                    ),
                    put(Here(states), 1),
                ),
                when(check(Here(states), "==", 1), more(falling)),
            ),
        ),
    )
    return program, (
        f"Icicles: {xs.length} of them, x in the {where(xs)}, state in the {where(states)} (0 hanging, 1 falling, other: broken). One that hangs less than {near} from the hero's x {hero.address} starts to fall. {falling.address} = how many are falling after that.",
        f"s[i] == 0 && |x[i] - {hero.address}| < {near}: s[i] = 1. {falling.address} = count(s == 1). x {where(xs)}; s {where(states)}.",
        f"How do I drop stalactites when the player walks under them? Columns {where(xs)}, states {where(states)}: 0 waits, becomes 1 within {near - 1} pixels of {hero.address} (either side, unsigned). Count the ones in state 1, old and new, into {falling.address}.",
        f"Write a cave's ceiling. Over columns in the {where(xs)} hang {xs.length} stones whose states are the {where(states)}. A stone in state 0 comes loose, state 1, if the hero at {hero.address} is fewer than {near} columns off. Tell in {falling.address} how many stones are in state 1 then.",
    )


def wind_tunnel(draw: Drawer) -> Made:
    x, y, boots = draw.variable(16), draw.variable(16), draw.variable(8)
    low = draw.rng.randrange(0x40, 0x600)
    high = low + draw.rng.randrange(0x20, 0x200)
    push, bit = draw.one(1, 2, 3, 4), 1 << draw.rng.randrange(8)
    sound, number = draw.variable(8), draw.rng.randrange(1, 64)
    program = (
        If(Either(check(y, "<", low), check(y, ">=", high)), (put(sound, 0), Stop())),
        put(sound, number),
        If(Bits(Read(boots), bit, "none"), (less(x, push),)),
    )
    return program, (
        f"Wind blows to the left between y {low} and y {high} (the latter not included): there the hero's x {x.address} loses {push} (mod 65536) unless he wears iron boots (${bit:02X} in {boots.address}), and sound {number} plays ({sound.address}); elsewhere {sound.address} = 0. Position words, y is {y.address}.",
        f"{low} <= y < {high}: snd = {number}, !({boots.address} & ${bit:02X}) -> x -= {push}. Else snd = 0. x {x.address}, y {y.address} words, snd byte {sound.address}.",
        f"How do I push the player in a windy strip of the map? Strip: {low} <= word {y.address} < {high}, unsigned. Push: word {x.address} - {push} per frame, not with the heavy-boots flag ${bit:02X} of {boots.address}. Ambient sound {sound.address}: {number} inside, with boots too, 0 outside.",
        f"Write a draughty corridor. Lines {low} to {high - 1} ({y.address}, two bytes) are in the draught, which you hear: {number} in {sound.address}; on other lines you hear nothing, 0. In the draught the hero's column {x.address}, two bytes, goes back by {push}, except for one with iron soles, bit value ${bit:02X} of {boots.address}.",
    )


def axe_swings(draw: Drawer) -> Made:
    frame, x, hero, hp = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    base = draw.rng.randrange(0x40, 0xA0)
    swing = Table("SwingTable", "swing", (0, 12, 22, 28, 30, 28, 22, 12, 0, 0xF4, 0xEA, 0xE4, 0xE2, 0xE4, 0xEA, 0xF4))
    shift, near, hurt = draw.one(1, 2, 3), draw.one(6, 8, 10), draw.rng.randrange(2, 16)
    program = (
        put(x, plus(at(swing, Field(Read(frame), shift, 4)), base)),
        If(Compared("<", Binary("distance", Read(x), Read(hero)), Number(near)), (less_down_to(hp, 0, hurt),)),
    )
    return program, (
        f"Swinging axe: its x {x.address} is {base} plus a value of the table {listed(swing)} (signed bytes, so the sum is mod 256); the entry is (frame {frame.address} / {1 << shift}) AND 15. If the hero's x {hero.address} is less than {near} from it (unsigned), he loses {hurt} of {hp.address}, floor 0.",
        f"x = ({base} + t[({frame.address} >> {shift}) & 15]) & $FF; |x - hero| < {near}: hp = max(hp - {hurt}, 0). t = {listed(swing)}; x {x.address}, hero {hero.address}, hp {hp.address}.",
        f"How do I swing a blade by a table? 16 offsets {listed(swing)} around column {base}, one step every {1 << shift} frames of {frame.address}, cyclic; position to {x.address} (8 bits). Contact with {hero.address} under {near} pixels: {hurt} damage to {hp.address}, not below zero.",
        f"Write a pendulum of steel. Bits {shift} to {shift + 3} of {frame.address} pick how far it is out, from {listed(swing)} (two's complement); that plus {base} is its column for {x.address}. It cuts everybody whose column differs by fewer than {near}, and the hero's is {hero.address}: {hurt} points off {hp.address}, zero at the least.",
    )


def bridge_falls_on(draw: Drawer) -> Made:
    planks = draw.array(8, draw.one(6, 8, 10))
    left, step = draw.variable(8), draw.one(1, 2)
    before = Algorithms(draw).own("before")
    program = (
        put(left, 0),
        put(before, 0),
        Each(
            (planks,),
            (
                when(
                    Both(check(Here(planks), "!=", 0), check(before, "==", 0)),
                    put(Here(planks), Saturating("subtract", Read(Here(planks)), Number(step), 0)),
                ),
                when(check(Here(planks), "!=", 0), more(left)),
                put(before, Here(planks)),
            ),
        ),
    )
    return program, (
        f"A bridge collapses from the left: the {where(planks)} are the planks' strengths. Each plank that still holds (not 0) and whose left neighbour is at 0 already, or has come to 0 in this very call, loses {step} (floor 0); the first has nothing on its left and counts as such. {left.address} = planks that still hold.",
        f"b = 0; for each p: p && b == 0 -> p = max(p - {step}, 0); p -> ++n; b = p. {left.address} = n. p {where(planks)}.",
        f"How do I let a bridge crumble plank after plank? Strength bytes {where(planks)}. A plank decays by {step} (saturating) when the one before it (after its own update) is zero; plank 0 always does. Zero = gone. Number of remaining planks to {left.address}.",
        f"Write the end of a rope bridge, {planks.length} boards from {planks.address} (a byte each, left to right). The leftmost one left, that is, every board that's not gone with nothing, or a gone board, beside it on the left, wears by {step}, at worst to 0, and if it goes its right neighbour begins to wear in the same pass. How many aren't gone at the end is told in {left.address}.",
    )


def pot_shatters(draw: Drawer) -> Made:
    xs, hp = draw.slots(8, 8)
    x, roll, item, hits = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    near, hurt = draw.rng.randrange(8, 24), draw.rng.randrange(1, 9)
    goods = Table("PotTable", "content", tuple(draw.one(0, 0, 1, 2, 3, 5, 8) for _ in range(8)))
    program = (
        put(hits, 0),
        Each(
            (xs, hp),
            (
                when(
                    Both(
                        check(Here(hp), "!=", 0),
                        Compared("<", Binary("distance", Read(Here(xs)), Read(x)), Number(near)),
                    ),
                    less_down_to(Here(hp), 0, hurt),
                    more(hits),
                ),
            ),
        ),
        put(item, at(goods, masked(roll, 7))),
    )
    return program, (
        f"A thrown pot breaks at x {x.address}: every living enemy (HP not 0; HP: {where(hp)}, x: {where(xs)}) less than {near} away loses {hurt} (floor 0). {hits.address} = how many were hit. What was in the pot goes to {item.address}: entry (random byte {roll.address} AND 7) of {listed(goods)}.",
        f"for i: hp[i] && |x[i] - {x.address}| < {near}: hp[i] = max(hp[i] - {hurt}, 0), ++n. {hits.address} = n; {item.address} = [{listed(goods)}][{roll.address} & 7]. x {where(xs)}; hp {where(hp)}.",
        f"How do I handle a smashed jar that hurts what's around and drops something? Impact column {x.address}; enemies: columns {where(xs)}, health {where(hp)}, dead ones don't count; radius {near} exclusive, damage {hurt} without underflow; victims -> {hits.address}. Loot {item.address} by the low three bits of {roll.address} from {listed(goods)}.",
        f"Write the landing of a vase in column {x.address}. Splinters take {hurt}, or what there is, from whoever lives ({where(hp)}, not zero) fewer than {near} columns off ({where(xs)}), and {hits.address} says how many that were. In the vase was one of {listed(goods)}, picked by {roll.address} modulo 8; put it into {item.address}.",
    )


def current_spreads(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(8, 12, 16))
    hero, hp = draw.variable(8, below=8), draw.variable(8)
    hurt = draw.rng.randrange(2, 20)
    live = Algorithms(draw).own("live")
    program = (
        put(live, 0),
        Each(
            (cells,),
            (
                If(
                    Bits(Read(Here(cells)), 0x01, "none"),
                    (put(live, 0),),
                    (when(Bits(Read(Here(cells)), 0x02, "any"), put(live, 1)),),
                ),
                If(
                    check(live, "==", 1),
                    (put(Here(cells), joined(Here(cells), 0x80)),),
                    (put(Here(cells), masked(Here(cells), 0x7F)),),
                ),
            ),
        ),
        when(Bits(Read(at(cells, hero)), 0x80, "any"), less_down_to(hp, 0, hurt)),
    )
    return program, (
        f"Electric water in a row of cells ({where(cells)}): bit 0 = wet, bit 1 = a source. Current starts at a wet cell with a source and runs right through wet cells until a dry one. Bit 7 is set in cells with current and cleared in the others. If the hero's cell {hero.address} (0-7) has it, he loses {hurt} of {hp.address} (floor 0).",
        f"on = 0; for each c: !(c & 1) -> on = 0; else c & 2 -> on = 1; bit 7 of c = on. c[{hero.address}] & $80: hp = max(hp - {hurt}, 0). c {where(cells)}, index < 8, hp {hp.address}.",
        f"How do I run electricity along a puddle? Tiles {where(cells)}, flags $01 water, $02 wire. Going from the first to the last, a tile without water ends the current, a tile with both begins it, water alone carries it on. Result in $80 of every tile. Player on tile {hero.address} (below 8): live tile costs {hurt} HP ({hp.address}, saturating).",
        f"Write a flooded cellar, {cells.length} squares from {cells.address} on. A square has water (bit 0) or not and a torn cable (bit 1) or not; a cable in a dry square does nothing. From a wet square with a cable on, all squares to the right are charged as far as the water reaches. Keep that in bit 7 of each, off where there's no charge. He who stands on square {hero.address}, one of the first eight, pays {hurt} points if it's charged: {hp.address}, never under zero.",
    )


def grass_hides(draw: Drawer) -> Made:
    tile, moving, distance, seen, meter = (
        draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    )  # fmt: skip
    grass = draw.one(0x40, 0x80, 0x20)
    reach = draw.rng.randrange(60, 200)
    sight = Algorithms(draw).own("sight")
    program = (
        put(sight, reach),
        If(
            Bits(Read(tile), grass, "any"),
            (If(check(moving, "==", 0), (put(sight, reach // 4),), (put(sight, reach // 2),)),),
        ),
        put(seen, 0),
        when(check(distance, "<", sight), put(seen, 1), more_up_to(meter, 100)),
    )
    return program, (
        f"Hiding in tall grass (${grass:02X} set in the tile byte {tile.address}): a guard sees the hero when the distance {distance.address} is below {reach}; in grass below {reach // 2} if he moves ({moving.address} = 1), below {reach // 4} if he keeps still (0). Seen: {seen.address} = 1 and the meter {meter.address} + 1, 100 at most. Not seen: {seen.address} = 0.",
        f"r = tile & ${grass:02X} ? (mov ? {reach // 2} : {reach // 4}) : {reach}; seen = d < r; seen: m = min(m + 1, 100). tile {tile.address}, mov {moving.address} (0/1), d {distance.address}, seen {seen.address}, m {meter.address}.",
        f"How do I let grass shorten the enemies' sight? Terrain flags {tile.address} (${grass:02X} grass), walking flag {moving.address} 0/1, distance byte {distance.address}. View range {reach}, grass and walking {reach // 2}, grass and standing {reach // 4}, all exclusive. Answer {seen.address} 1/0; detection counter {meter.address} up to 100 when seen.",
        f"Write a sneaking game's check. On plain ground you're noticed closer than {reach} pixels ({distance.address}). Reeds, bit ${grass:02X} of {tile.address}, halve that to {reach // 2}, or leave only {reach // 4} for one who doesn't stir (0 in {moving.address}, otherwise 1). {seen.address} becomes 1 for noticed, 0 for not; being noticed also adds a point to {meter.address}, up to 100.",
    )


def beacon_chain_lights(draw: Drawer) -> Made:
    fires = draw.array(8, draw.one(4, 5, 6, 8))
    fuel, lit = draw.variable(8), draw.variable(8)
    burn = draw.rng.randrange(20, 200)
    place = Algorithms(draw).own("dark one")
    program = (
        Each((fires,), (when(check(Here(fires), "!=", 0), less(Here(fires))),)),
        Set(place, Position(fires, check(Here(fires), "==", 0), 0xFF)),
        put(lit, 0),
        If(Either(check(place, "==", 0xFF), check(fuel, "==", 0)), (Stop(),)),
        less(fuel),
        put(at(fires, place), burn),
        put(lit, 1),
    )
    return program, (
        f"Beacons: the {where(fires)} are the frames each still burns; all that burn (not 0) lose one. Then, if there is wood ({fuel.address} not 0) and a dark beacon (0), the first dark one is lit for {burn} frames with one piece of wood, and {lit.address} = 1. Otherwise {lit.address} = 0.",
        f"f[i] = max(f[i] - 1, 0); i = first 0; found and wood: --wood, f[i] = {burn}, lit = 1; else lit = 0. f {where(fires)}, wood {fuel.address}, lit {lit.address}.",
        f"How do I keep a row of torches going? Burn timers {where(fires)} tick down to 0. After the tick relight one torch at most: the lowest index at 0, for {burn} frames, at the cost of 1 of {fuel.address}. Flag {lit.address}: 1 relit, 0 none dark or no fuel.",
        f"Write the work of a fire keeper with {fires.length} fires ({fires.address} on, a byte of remaining time each). Time passes by one for every fire that's burning. Then he looks for the first that's out; if there's one and he has logs ({fuel.address}), he spends a log and it'll burn {burn} frames, 1 in {lit.address}. In any other case he rests, 0.",
    )


def shutter_blocks_shot(draw: Drawer) -> Made:
    x, old, alive, shutters = draw.variable(8), draw.variable(8), draw.variable(8), draw.array(8, draw.one(4, 8))
    closed, blocked = draw.variable(8), draw.variable(8)
    mask = shutters.length - 1
    shift = draw.one(4, 5)
    lane = Algorithms(draw).own("lane")
    program = (
        put(lane, masked(Shifted(Read(x), "right", shift), mask)),
        put(blocked, 0),
        If(check(alive, "==", 0), (Stop(),)),
        If(
            Bits(Read(at(shutters, lane)), 0x80, "any"),
            (put(alive, 0), put(x, old), put(blocked, 1), more_up_to(closed, 99)),
        ),
    )
    return program, (
        f"Shutters: a shot at x {x.address} is in lane (x / {1 << shift}) AND {mask}. If it's alive ({alive.address} not 0) and its lane's shutter (one of the {where(shutters)}) is shut (bit 7), it dies: {alive.address} = 0, x becomes the previous x {old.address}, {blocked.address} = 1 and the count {closed.address} goes up, to 99 at most. Otherwise {blocked.address} = 0.",
        f"l = (x >> {shift}) & {mask}; alive && s[l] & $80: alive = 0, x = old, hit = 1, n = min(n + 1, 99); else hit = 0. x {x.address}, old {old.address}, alive {alive.address}, s {where(shutters)}, hit {blocked.address}, n {closed.address}.",
        f"How do I stop bullets at closed shutters? Column {x.address} >> {shift}, modulo {shutters.length}, picks the byte of {where(shutters)}, negative = closed. Live bullet ({alive.address} nonzero) at a closed one: remove it, restore column {old.address}, flag {blocked.address} = 1, saturating tally {closed.address} (99). Else flag 0 only.",
        f"Write a gallery with {shutters.length} windows, a byte each at {shutters.address}, top bit on for a closed one. An arrow in flight ({alive.address} isn't 0) that is at column {x.address} meets window number column / {1 << shift}, modulo {shutters.length}. A closed window stops it: 0 in {alive.address}, the column is again {old.address}, 1 in {blocked.address}, one more in {closed.address}, which ends at 99. In any other case only {blocked.address} = 0.",
    )


RECIPES = (
    crusher_cycle,
    quicksand_pulls,
    searchlight_finds,
    icicles_drop,
    wind_tunnel,
    axe_swings,
    bridge_falls_on,
    pot_shatters,
    current_spreads,
    grass_hides,
    beacon_chain_lights,
    shutter_blocks_shot,
)
