"""Ships and journeys: wind and sails, crews, broadsides, leaks, treasure maps, anchors, lighthouses, whales and ports."""

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
    Index,
    Number,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Shifted,
    Stop,
    Table,
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
    masked,
    minus,
    more,
    more_up_to,
    put,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def sails_by_wind(draw: Drawer) -> Made:
    wind, heading, sails, speed = (
        draw.variable(8, below=8),
        draw.variable(8, below=8),
        draw.variable(8),
        draw.variable(8),
    )
    pull = Table(
        "PullTable",
        "pull",
        (*sorted(draw.rng.sample(range(6, 30), 4), reverse=True), 0, *[draw.rng.randrange(1, 30) for _ in range(3)]),
    )
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(speed, 0),
        If(Bits(Read(sails), bit, "none"), (Stop(),)),
        put(speed, at(pull, masked(minus(wind, heading), 7))),
        If(check(speed, "==", 0), (put(sails, masked(sails, 0xFF - bit)),)),
    )
    shown = ", ".join(map(str, pull.values))
    return program, (
        f"Sailing: wind {wind.address} and heading {heading.address} are directions 0-7. With the sail set (${bit:02X} in {sails.address}) the speed {speed.address} is that entry of {shown} whose number is (wind - heading) AND 7; if it is 0 the sail comes down (bit cleared). With the sail down the speed is 0.",
        f"v = sail ? [{shown}][(w - h) & 7] : 0; sail and v == 0: sail = 0. sail = ${bit:02X} of {sails.address}, w {wind.address}, h {heading.address} < 8, v {speed.address}.",
        f"How do I make a boat's speed depend on the wind angle? Wind {wind.address}, course {heading.address}, eighths of a circle, below 8; difference modulo 8 into {shown}; speed byte {speed.address}. No sail (mask ${bit:02X} of {sails.address} off): 0. A dead wind (speed 0) also strikes the sail.",
        f"Write a skipper's routine. A ship without canvas, which is bit value ${bit:02X} of {sails.address}, makes no way: 0 in {speed.address}. With it the way is {shown} for winds 0 to 7 eighths of a turn ahead of the course, that is {wind.address} minus {heading.address}, modulo 8 (both are 0 to 7). If that makes no way either the canvas is taken in.",
    )


def crew_rations(draw: Drawer) -> Made:
    food, crew, morale, mutiny = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    up, down = draw.one(1, 2, 3), draw.rng.randrange(8, 40)
    program = (
        put(mutiny, 0),
        If(
            Compared(">=", Read(food), Widened(Read(crew))),
            (less(food, Widened(Read(crew))), more_up_to(morale, 100, up), Stop()),
        ),
        put(food, 0),
        less_down_to(morale, 0, down),
        when(check(morale, "==", 0), put(mutiny, 1)),
    )
    return program, (
        f"A day at sea: every one of the {crew.address} sailors eats one ration of the word {food.address}. Enough for all: morale {morale.address} + {up}, 100 at most. Not enough: the food is gone (0) and morale falls by {down}, to 0 at least, where {mutiny.address} = 1. In all other cases {mutiny.address} = 0.",
        f"food >= crew: food -= crew, m = min(m + {up}, 100). Else food = 0, m = max(m - {down}, 0). mutiny = 1 if hungry and m == 0, else 0. food word {food.address}, crew {crew.address}, m {morale.address}, mutiny {mutiny.address}.",
        f"How do I feed a crew daily? 16-bit provisions {food.address}, head count {crew.address} (bytes from here), spirits {morale.address}: +{up} fed (cap 100), -{down} when there isn't a ration for each (all that's there is eaten). Hungry and at zero: {mutiny.address} = 1, otherwise 0.",
        f"Write the purser's evening. If {food.address}, two bytes, has a meal for each of {crew.address} men, they eat and cheer up by {up} ({morale.address}, up to 100). If it doesn't, they finish what there is and sulk by {down}, no lower than 0, and men at 0 who went hungry take the ship: 1 in {mutiny.address}, which is 0 on better days.",
    )


def broadside_fired(draw: Drawer) -> Made:
    guns = draw.array(8, draw.one(4, 6, 8))
    enemy, fired, reload = draw.variable(16), draw.variable(8), draw.rng.randrange(30, 200)
    force = draw.rng.randrange(2, 20)
    program = (
        put(fired, 0),
        Each(
            (guns,),
            (
                If(
                    check(Here(guns), "==", 0),
                    (
                        put(Here(guns), reload),
                        more(fired),
                        put(enemy, Saturating("subtract", Read(enemy), Number(force, 16), 0)),
                    ),
                    (less(Here(guns)),),
                ),
            ),
        ),
    )
    return program, (
        f"Broadside: the {where(guns)} are the guns' loading times; all that are ready (0) fire: each takes {force} from the enemy's hull {enemy.address} (word, floor 0) and needs {reload} frames again. Guns still loading have one frame less. {fired.address} = how many fired.",
        f"for each g: g ? --g : (g = {reload}, ++n, hull = max(hull - {force}, 0)). {fired.address} = n. g {where(guns)}, hull word {enemy.address}.",
        f"How do I fire every loaded cannon at once? Reload timers {where(guns)}. Zero: shoot, {force} damage to 16-bit {enemy.address} without underflow, timer {reload}. Not zero: timer - 1. Number of shots into {fired.address}.",
        f"Write a gunner's order for {guns.length} cannons with one byte each from {guns.address}. Zero means loaded: it goes off, the other ship loses {force} planks ({enemy.address}, two bytes, never fewer than none), and loading it will take {reload}. A cannon being loaded gets nearer to it by one. Report the number of bangs in {fired.address}.",
    )


def hull_leaks(draw: Drawer) -> Made:
    holes, pump, water, sinking = draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    power, limit = draw.rng.randrange(3, 12), draw.rng.randrange(120, 250)
    own = Algorithms(draw).own
    rest, count = own("rest"), own("count")
    program = (
        put(rest, holes),
        put(count, 0),
        Repeat(Number(8), (when(Bits(Read(rest), 1, "any"), more(count)), put(rest, Shifted(Read(rest), "right", 1)))),
        put(water, Saturating("add", Read(water), Scaled(Read(count), 2), 255)),
        when(check(pump, "==", 1), less_down_to(water, 0, power)),
        put(sinking, 0),
        when(check(water, ">=", limit), put(sinking, 1)),
    )
    return program, (
        f"Leaks: each of the eight holes that is open (bits of {holes.address}) lets 2 units of water in ({water.address}, 255 at most); a running pump ({pump.address} = 1, else 0) then takes {power} out (floor 0). {sinking.address} = 1 if {limit} or more are left, else 0.",
        f"w = min(w + 2 * popcount({holes.address}), 255); pump {pump.address} (0/1): w = max(w - {power}, 0); sinking = w >= {limit}. w {water.address}, sinking {sinking.address}.",
        f"How do I flood a ship through its holes? Hole flags {holes.address}, 2 per set bit a call; bilge level {water.address}, saturating; pump switch {pump.address} (0 or 1) removes {power} afterwards, not below zero; alarm byte {sinking.address} = 1 from {limit} on, otherwise 0.",
        f"Write a carpenter's nightmare. As many bits as are on in {holes.address}, so many holes has the hull, and two buckets come in through each; {water.address} can't say more than 255. If the pump works (1 in {pump.address}, 0 if not) {power} buckets go out, or all there are. With {limit} buckets or more the ship goes down, 1 in {sinking.address}; otherwise it's 0.",
    )


def treasure_map_walk(draw: Drawer) -> Made:
    steps = draw.array(8, draw.one(3, 4, 5, 6))
    x, y, paces = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    far = own("far")
    program = (
        put(paces, 0),
        Each(
            (steps,),
            (
                put(far, masked(Here(steps), 0x3F)),
                more(paces, far),
                If(
                    Bits(Read(Here(steps)), 0x80, "any"),
                    (If(Bits(Read(Here(steps)), 0x40, "any"), (less(x, far),), (more(x, far),)),),
                    (If(Bits(Read(Here(steps)), 0x40, "any"), (less(y, far),), (more(y, far),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Follow a treasure map: each of the {where(steps)} is a walk: bits 0-5 how many paces, bit 7 set: along x ({x.address}), clear: along y ({y.address}); bit 6 set: backwards (subtract), clear: forwards (add). Do all in order, mod 256. {paces.address} = paces in all (mod 256).",
        f"for s in {where(steps)}: n = s & $3F, c = s & $80 ? x : y, c += s & $40 ? -n : n, total += n. x {x.address}, y {y.address}, total from 0 to {paces.address}; 8 bits.",
        f"How do I run a list of packed moves? Moves {where(steps)}: $80 axis (1 = x), $40 sign (1 = minus), $3F distance. Position {x.address}, {y.address}, bytes that wrap; length of the way to {paces.address}.",
        f"Write a pirate's walk. He stands at {x.address}, {y.address} and reads {steps.length} lines ({steps.address} on, a byte each). The low six bits are paces; the top bit says whether they change the first coordinate (on) or the second (off), the bit below whether they're taken away (on) or added (off). Note where he ends in both and all his paces in {paces.address}; everything is modulo 256.",
    )


def anchor_holds(draw: Drawer) -> Made:
    anchor, speed, x, strain = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    bit, limit = 1 << draw.rng.randrange(8), draw.rng.randrange(20, 120)
    brake = draw.one(2, 3, 4)
    program = (
        If(
            Bits(Read(anchor), bit, "any"),
            (
                more_up_to(strain, 255, Shifted(Read(speed), "right", 2)),
                less_down_to(speed, 0, brake),
                when(check(strain, ">=", limit), put(anchor, masked(anchor, 0xFF - bit)), put(strain, 0)),
            ),
        ),
        more(x, Widened(Read(speed))),
    )
    return program, (
        f"Anchor: while it is down (${bit:02X} in {anchor.address}) a quarter of the speed {speed.address} (rounded down) is added to the rope's strain {strain.address} (255 at most), then the speed falls by {brake} (floor 0); with a strain of {limit} or more the rope breaks: bit cleared, strain 0. In any case the x word {x.address} then grows by the speed.",
        f"down: st = min(st + (v >> 2), 255), v = max(v - {brake}, 0), st >= {limit} -> down = 0, st = 0. x += v. down = ${bit:02X} of {anchor.address}, st {strain.address}, v {speed.address}, x word {x.address}.",
        f"How do I brake a ship by an anchor that can break off? Anchor flag ${bit:02X} in {anchor.address}; speed byte {speed.address} (-{brake} a call, no underflow); load byte {strain.address} += old speed / 4, saturating; from {limit} on flag off and load 0. Position word {x.address} += new speed, with or without anchor.",
        f"Write a frame of a boat's drifting. If its anchor holds, bit value ${bit:02X} of {anchor.address}, the rope is worn by a fourth of the speed, whole numbers ({strain.address}, never above 255), and the boat slows by {brake} to no less than a standstill ({speed.address}); a rope worn by {limit} or more snaps, which turns the bit off and the wear to 0. Then the boat moves: its speed is added to {x.address}, two bytes.",
    )


def lighthouse_pattern(draw: Drawer) -> Made:
    pattern, timer, lamp, flashes = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    frames = draw.rng.randrange(8, 60)
    bright = draw.one(15, 0x80, 0xFF, 1)
    program = (
        more(timer),
        If(check(timer, "<", frames), (Stop(),)),
        put(timer, 0),
        put(pattern, Shifted(Read(pattern), "rotate left", 1)),
        put(lamp, 0),
        If(Bits(Read(pattern), 1, "any"), (put(lamp, bright), more(flashes))),
    )
    return program, (
        f"A lighthouse's signal is the 16 bits of {pattern.address}: every {frames} calls (counted in {timer.address}; at {frames} or more it is 0 again) rotate them left by one; if bit 0 is then set the lamp {lamp.address} is ${bright:02X} and the flashes {flashes.address} go up by 1 (wraps), otherwise the lamp is 0.",
        f"++t >= {frames}: t = 0, p = rol16(p, 1), lamp = p & 1 ? ${bright:02X} : 0, n += p & 1. t {timer.address}, p word {pattern.address}, lamp {lamp.address}, n {flashes.address}.",
        f"How do I blink a lamp by a bit pattern? Pattern word {pattern.address}, rotated left (bit 15 comes back at bit 0) once per {frames} calls; call counter {timer.address}, restarted at {frames} or above. New bit 0: 1 = lamp byte {lamp.address} gets {bright} and {flashes.address} + 1, 0 = lamp off (0). Between rotations nothing but the counter changes.",
        f"Write a keeper of the light. He waits {frames} calls, counting in {timer.address} and clearing it when there are as many or more. Then he turns the wheel {pattern.address}, two bytes, by a bit to the left in a circle. A one that has come to the bottom makes the lamp {lamp.address} shine with ${bright:02X} and is one more of {flashes.address}; a zero makes it dark, 0.",
    )


def whale_breathes(draw: Drawer) -> Made:
    air, depth, near, spout = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    low, deep, full = draw.rng.randrange(20, 60), draw.rng.randrange(80, 200), draw.rng.randrange(150, 250)
    program = (
        put(spout, 0),
        If(check(depth, "==", 0), (put(air, full), put(spout, 1)), (less_down_to(air, 0),)),
        If(
            Either(check(near, "==", 1), check(air, ">=", low)),
            (more_up_to(depth, deep, 2),),
            (less_down_to(depth, 0, 3),),
        ),
    )
    return program, (
        f"A whale: at the surface (depth {depth.address} = 0) it fills its air {air.address} to {full} and spouts ({spout.address} = 1); under water the air falls by 1 (floor 0) and {spout.address} = 0. Then it dives by 2, to {deep} at most, if a ship is near ({near.address} = 1, else 0) or it has {low} air or more; otherwise it rises by 3, to 0 at least.",
        f"d == 0 ? (a = {full}, spout = 1) : (a = max(a - 1, 0), spout = 0); near || a >= {low} ? d = min(d + 2, {deep}) : d = max(d - 3, 0). d {depth.address}, a {air.address}, near {near.address} (0/1), spout {spout.address}.",
        f"How do I make a sea beast come up for air? Depth {depth.address}, air {air.address}, danger flag {near.address} 0/1. Depth 0: air = {full}, spout flag {spout.address} = 1; else air - 1, not under 0, and flag 0. After that: danger, or air of at least {low}: 2 deeper (limit {deep}); else 3 higher (limit 0).",
        f"Write a frame of Moby Dick. When {depth.address} says 0 he takes a breath, which makes {air.address} {full}, and blows, 1 in {spout.address}; anywhere else he uses up a unit of air, if he has any, and doesn't blow, 0. A boat close by (1 in {near.address}, 0 for none) or {low} units of air and more make him go down by two, no deeper than {deep}; otherwise he comes up by three, no higher than 0.",
    )


def best_port(draw: Drawer) -> Made:
    prices, tolls = draw.one(draw.slots, draw.records)(8, 8)
    port, profit = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    gain = own("gain")
    cost = draw.variable(8)
    program = (
        put(port, 0xFF),
        put(profit, 0),
        Each(
            (prices, tolls),
            (
                put(gain, Saturating("subtract", Read(Here(prices)), Read(Here(tolls)), 0)),
                put(gain, Saturating("subtract", Read(gain), Read(cost), 0)),
                when(check(gain, ">", profit), put(profit, gain), put(port, Index())),
            ),
        ),
    )
    return program, (
        f"Where to sell? For each of {prices.length} ports the profit is its price (the {where(prices)}) minus its toll (the {where(tolls)}) minus what the goods cost, {cost.address}; not below 0. The best port's number goes to {port.address} and its profit to {profit.address}, of equals the first; without any profit $FF and 0.",
        f"p[i] = max(price[i] - toll[i] - c, 0); {profit.address} = max p; {port.address} = first i with it, $FF if it is 0. price {where(prices)}; toll {where(tolls)}; c {cost.address}; nothing wraps.",
        f"How do I find the most profitable harbour? Selling prices {where(prices)}, harbour dues {where(tolls)}, purchase price {cost.address}; losses count as zero. Highest margin -> {profit.address}, its index -> {port.address} (lower one on a tie, 255 if nothing is to be gained).",
        f"Write a merchant's plan. He paid {cost.address} for his cargo. In port i he'd get a byte of the {where(prices)} and pay a byte of the {where(tolls)}. Take both his expenses from the income; a loss is no gain at all. Tell him in {port.address} the port with the greatest gain, the first of several, and the gain in {profit.address}; if there's none to be had, $FF and 0.",
    )


def fog_clears_around(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(16, 24, 32))
    ship, lamp, fresh = draw.variable(8, below=cells.length), draw.variable(8), draw.variable(8)
    bit, wide = 1 << draw.rng.randrange(8), draw.one(2, 3, 4)
    reach = Algorithms(draw).own("reach")
    program = (
        put(fresh, 0),
        put(reach, wide),
        when(Bits(Read(lamp), bit, "any"), put(reach, wide * 2)),
        Each(
            (cells,),
            (
                when(
                    Both(
                        check(Here(cells), "==", 0),
                        Compared("<=", Binary("distance", Index(), Read(ship)), Read(reach)),
                    ),
                    put(Here(cells), 1),
                    more(fresh),
                ),
            ),
        ),
    )
    return program, (
        f"Fog on a strip of sea: of the {where(cells)} (0 = hidden) all hidden cells at most {wide} from the ship's cell {ship.address} (below {cells.length}) become 1, or at most {2 * wide} with the lamp (${bit:02X} set in {lamp.address}). {fresh.address} = cells newly seen.",
        f"r = {lamp.address} & ${bit:02X} ? {2 * wide} : {wide}; !c[i] && |i - {ship.address}| <= r: c[i] = 1, ++n. {fresh.address} = n. c {where(cells)}; ship < {cells.length}.",
        f"How do I uncover a map row around the player? Row {where(cells)}, 0 covered; player's index {ship.address} under {cells.length}; radius {wide} inclusive, doubled by the lantern flag ${bit:02X} of {lamp.address}. Covered cells within it get 1 and are counted into {fresh.address}; no wrapping round the ends.",
        f"Write a lookout. From cell {ship.address}, one of {cells.length} in a line ({cells.address} on, a byte each), he sees {wide} cells to both sides, {2 * wide} with the light ${bit:02X} of {lamp.address} on. What he sees and what was unknown (zero), his own cell too, is known from now on: one. How much that was belongs in {fresh.address}.",
    )


RECIPES = (
    sails_by_wind,
    crew_rations,
    broadside_fired,
    hull_leaks,
    treasure_map_walk,
    anchor_holds,
    lighthouse_pattern,
    whale_breathes,
    best_port,
    fog_clears_around,
)
