"""The open world: weather, days and nights, encounters, farms, tides, forage, followers on the road, and the map."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Here,
    If,
    Item,
    Number,
    Position,
    Read,
    Saturating,
    Set,
    Shifted,
    Stop,
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
    joined,
    less,
    less_down_to,
    listed,
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


def wind_drives_clouds(draw: Drawer) -> Made:
    clouds = draw.array(8, draw.one(3, 4, 6, 8))
    wind, rain, hero = draw.variable(8, signed=True), draw.variable(8), draw.variable(8)
    near = draw.rng.randrange(8, 24)
    program = (
        put(rain, 0),
        Each(
            (clouds,),
            (
                more(Here(clouds), wind),
                when(Compared("<", Binary("distance", Read(Here(clouds)), Read(hero)), Number(near)), more(rain)),
            ),
        ),
    )
    return program, (
        f"Clouds: the {where(clouds)} are their columns; the wind {wind.address} (signed) moves all of them, wrapping at 256. Then {rain.address} says how many are less than {near} columns (unsigned difference) from the hero at {hero.address}.",
        f"c[i] += {wind.address} (mod 256) for {clouds.length} bytes at {clouds.address}; {rain.address} = count(|c[i] - {hero.address}| < {near}).",
        f"How do I let clouds drift and rain on the hero? Cloud x: {where(clouds)}; wind byte {wind.address} (two's complement) is added to each; hero x {hero.address}; number of clouds within {near - 1} pixels of him after that into {rain.address}.",
        f"Write a weather routine. {clouds.length} clouds, one byte of position each from {clouds.address}, are blown along by {wind.address}. How wet the hero gets is the number of clouds that end up nearer than {near} to his position {hero.address}; it belongs in {rain.address}.",
    )


def night_monsters(draw: Drawer) -> Made:
    hour, area, group = draw.variable(8, below=24), draw.variable(8, below=4), draw.variable(8)
    dawn, dusk = draw.rng.randrange(4, 8), draw.rng.randrange(17, 22)
    day = Table("DayGroupTable", "day group", tuple(draw.rng.randrange(0x40) for _ in range(4)))
    night = Table("NightGroupTable", "night group", tuple(draw.rng.randrange(0x40, 0x80) for _ in range(4)))
    count = draw.variable(8)
    program = (
        If(
            Between(Read(hour), dawn, dusk - 1),
            (put(group, at(day, area)),),
            (put(group, at(night, area)), more_up_to(count, 255)),
        ),
    )
    return program, (
        f"Different monsters by day and night: the hour {hour.address} is 0-23, day is from {dawn} to before {dusk}. The group for area {area.address} (0-3) is {listed(day)} by day and {listed(night)} by night; it goes to {group.address}. Night spawns are also counted in {count.address}, up to 255.",
        f"{dawn} <= h < {dusk}: g = [{listed(day)}][a]; else g = [{listed(night)}][a], n = min(n + 1, 255). h {hour.address} < 24, a {area.address} < 4, g {group.address}, n {count.address}.",
        f"How do I choose the spawn group by hour and region? Hour byte {hour.address} (0 to 23), region {area.address} (0 to 3), tables: day ({dawn}:00-{dusk - 1}:59) {listed(day)}, night {listed(night)}; result {group.address}; a saturating night counter {count.address}.",
        f"Write a routine that looks up what roams about. In region {area.address} (under 4) it is one of {listed(day)} while the clock {hour.address} shows {dawn} to {dusk - 1}, and one of {listed(night)} at other hours. Store it in {group.address}; after dark also add one to {count.address}, unless that is 255.",
    )


def steps_to_encounter(draw: Drawer) -> Made:
    terrain, danger, roll, fight = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    gains = Table("DangerTable", "danger per step", tuple(sorted(draw.rng.sample(range(30), 4))))
    program = (
        put(fight, 0),
        put(danger, Saturating("add", Read(danger), Read(at(gains, terrain)), 255)),
        If(check(roll, "<", danger), (put(fight, 1), put(danger, 0))),
    )
    shown = ", ".join(map(str, gains.values))
    return program, (
        f"Random battles that get likelier with each step: a step on terrain {terrain.address} (0 road, 1 grass, 2 wood, 3 swamp) adds {shown} to the danger {danger.address} (255 at most). If the random byte {roll.address} is below the danger, a fight starts ({fight.address} = 1) and the danger is 0 again. No fight: {fight.address} = 0.",
        f"d = min(d + [{shown}][t], 255); fight = r < d; fight: d = 0. t {terrain.address} < 4, d {danger.address}, r {roll.address}, fight {fight.address} (1/0).",
        f"How do I do FF-style encounter buildup? Danger byte {danger.address} grows by {shown} per step for terrains 0-3 ({terrain.address}), saturating. RNG byte {roll.address} < danger: encounter flag {fight.address} = 1, danger reset; otherwise flag 0.",
        f"Write a routine called at each step on the world map. Take {shown} for ground type {terrain.address} (always 0 to 3), add it to {danger.address} without exceeding $FF, then compare with the dice in {roll.address}: fewer than the danger means monsters, {fight.address} = 1 and danger 0; otherwise {fight.address} = 0.",
    )


def repel_keeps_off(draw: Drawer) -> Made:
    repel, own_level, foe_level, fight = (draw.variable(8) for _ in range(4))
    cost = draw.one(2, 3, 4)
    program = (
        If(check(repel, "<", cost), (put(repel, 0), Stop())),
        less(repel, cost),
        If(check(foe_level, "<", own_level), (put(fight, 0), more(repel))),
    )
    return program, (
        f"Repellent: a step costs {cost} of its strength {repel.address}; with less than that it's gone (0) and does nothing. Otherwise, if the monster's level {foe_level.address} is below the hero's {own_level.address}, the fight is cancelled ({fight.address} = 0) and one point of strength comes back.",
        f"rep < {cost}: rep = 0. Else rep -= {cost}; foe < own -> fight = 0, ++rep. rep {repel.address}, foe {foe_level.address}, own {own_level.address}, fight {fight.address}.",
        f"How do I do a repel item that wears out faster against strong monsters? Strength {repel.address}: below {cost}, set to 0 and leave. Else minus {cost}, and when enemy level {foe_level.address} < player level {own_level.address} clear the encounter flag {fight.address} and give 1 back. Unsigned bytes.",
        f"Write a routine for holy water of which {repel.address} drops are left. Fewer than {cost} are simply lost. More than that, or just as many: {cost} evaporate, and a beast of a lower level ({foe_level.address}) than the hero's ({own_level.address}) doesn't dare attack, which means zero in {fight.address} and one drop saved.",
    )


def field_watered(draw: Drawer) -> Made:
    stage, wet = draw.one(draw.slots, draw.records)(8, 8)
    ripe = draw.variable(8)
    last = draw.one(3, 4, 5, 6)
    program = (
        put(ripe, 0),
        Each(
            (stage, wet),
            (
                when(
                    Both(check(Here(stage), "!=", 0), check(Here(wet), "!=", 0)),
                    more_up_to(Here(stage), last),
                ),
                put(Here(wet), 0),
                when(check(Here(stage), ">=", last), more(ripe)),
            ),
        ),
    )
    return program, (
        f"New day on the farm: of {stage.length} plots, each with something planted (stage not 0, the {where(stage)}) that was watered (nonzero in the {where(wet)}) grows a stage, to {last} at most. All plots dry (0). {ripe.address} = number of plots at stage {last} or more.",
        f"for each plot: s && w -> s = min(s + 1, {last}); w = 0; s >= {last} -> ++n. {ripe.address} = n. s {where(stage)}; w {where(wet)}.",
        f"How do I grow only watered crops overnight? Growth: {where(stage)} (0 = empty, {last} = ripe, no further). Water: {where(wet)}, cleared for everyone afterwards. Ripe ones are counted into {ripe.address}, those beyond {last} too.",
        f"Write the overnight routine of a garden with {stage.length} beds. A bed that isn't empty and isn't dry goes up one stage but not past {last}; then its water is gone. Stages are the {where(stage)}, waters the {where(wet)}. Tell me in {ripe.address} how many beds are ready for harvest ({last} and up).",
    )


def harvest_field(draw: Drawer) -> Made:
    plots, store, full = draw.array(8, draw.one(6, 8, 9, 12, 16)), draw.variable(8), draw.variable(8)
    ripe, yields, most = draw.one(3, 4, 5, 6), draw.one(1, 2, 3), draw.one(60, 99, 100, 200)
    program = (
        put(full, 0),
        Each(
            (plots,),
            (
                when(
                    check(Here(plots), "==", ripe),
                    If(
                        check(store, ">=", most),
                        (put(full, 1),),
                        (put(Here(plots), 0), more(store, yields)),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Harvest: every plot at stage {ripe} ({where(plots)}) gives {yields} to the barn {store.address} and becomes 0, as long as the barn holds less than {most} before it. Plots for which there's no room stay, and {full.address} is 1 then, else 0. In order from the first plot.",
        f"full = 0; each p[i] == {ripe}: store >= {most} ? full = 1 : (p[i] = 0, store += {yields}). p {where(plots)}, store {store.address}, full {full.address}.",
        f"How do I reap all ripe plots until the barn is full? Plots {where(plots)}, ripe = {ripe} exactly; barn byte {store.address}, {yields} per plot, closed once it has {most} or more; harvested plots are zeroed; {full.address} = 1 if something had to stay in the field, otherwise 0.",
        f"Write a scythe that goes over {plots.length} fields from {plots.address} on. A field byte equal to {ripe} is cut: it becomes 0 and {store.address} gains {yields}. If {store.address} has already got to {most}, ripe fields are left standing and {full.address} tells so with 1; it is 0 if that didn't happen.",
    )


def soil_tires(draw: Drawer) -> Made:
    crop, last_crop, soil, bonus = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    rest, drain, most = draw.rng.randrange(5, 30), draw.rng.randrange(10, 40), draw.one(100, 200)
    shift = draw.one(3, 4)
    program = (
        If(
            check(crop, "==", last_crop),
            (less_down_to(soil, 0, drain),),
            (more_up_to(soil, most, rest), put(last_crop, crop)),
        ),
        put(bonus, Shifted(Read(soil), "right", shift)),
    )
    return program, (
        f"Crop rotation: planting the same crop ({crop.address}) as last time ({last_crop.address}) costs the soil {soil.address} {drain} (floor 0). Another one gives it {rest} back (at most {most}) and is remembered. Afterwards the bonus {bonus.address} is soil / {1 << shift}.",
        f"crop == last ? soil = max(soil - {drain}, 0) : (soil = min(soil + {rest}, {most}), last = crop); bonus = soil >> {shift}. crop {crop.address}, last {last_crop.address}, soil {soil.address}, bonus {bonus.address}.",
        f"How do I punish monoculture? This year's plant {crop.address}, last year's {last_crop.address} (update it), fertility {soil.address}: same plant -{drain} without underflow, different +{rest} with limit {most}; yield bonus {bonus.address} = new fertility divided by {1 << shift}, rounded down.",
        f"Write a planting routine. If the seed {crop.address} equals the one before, {last_crop.address}, the ground loses {drain} of its strength {soil.address}, ending at zero. If it doesn't, the ground recovers by {rest}, no further than {most}, and the seed goes to {last_crop.address}. In the end {bonus.address} gets the strength shifted right by {shift}.",
    )


def hen_lays_egg(draw: Drawer) -> Made:
    fed, mood = draw.one(draw.slots, draw.records)(8, 8)
    eggs = draw.variable(8)
    happy, up, down = draw.rng.randrange(60, 200), draw.rng.randrange(2, 12), draw.rng.randrange(8, 30)
    program = (
        Each(
            (fed, mood),
            (
                If(
                    check(Here(fed), "!=", 0),
                    (
                        put(Here(fed), 0),
                        more_up_to(Here(mood), 255, up),
                        when(check(Here(mood), ">=", happy), more_up_to(eggs, 99)),
                    ),
                    (less_down_to(Here(mood), 0, down),),
                ),
            ),
        ),
    )
    return program, (
        f"A day in the hen house: each of {fed.length} hens that was fed (nonzero in the {where(fed)}) gets {up} happier (mood: {where(mood)}, at most 255) and, with a mood of {happy} or more then, lays an egg ({eggs.address}, up to 99). Hungry ones lose {down}, floor 0. Afterwards nobody is fed (0).",
        f"per hen: fed ? (fed = 0, m = min(m + {up}, 255), m >= {happy} -> eggs = min(eggs + 1, 99)) : m = max(m - {down}, 0). fed {where(fed)}; m {where(mood)}; eggs {eggs.address}.",
        f"How do I run chickens that lay when content? Feed flags {where(fed)} (cleared), moods {where(mood)}: +{up}/-{down} for fed/unfed, clamped to 0-255. Fed and at {happy}+: one egg to {eggs.address}, which sticks at 99.",
        f"Write the evening of a coop with {fed.length} birds. Whoever has eaten (her byte among the {where(fed)} isn't zero) cheers up by {up} and, being at {happy} or better, adds an egg to the {eggs.address} in the basket (it takes 99); her feed byte is zeroed. Whoever hasn't sulks by {down}. Cheer is one byte each, the {where(mood)}, and wraps neither way.",
    )


def forage_regrows(draw: Drawer) -> Made:
    day, taken, spot, got = (
        draw.variable(8),
        draw.array(8, draw.one(8, 12, 16)),
        draw.variable(8, below=8),
        draw.variable(8),
    )
    days, stock = draw.rng.randrange(2, 15), draw.variable(8)
    program = (
        put(got, 0),
        If(Compared("<", minus(day, at(taken, spot)), Number(days)), (Stop(),)),
        put(at(taken, spot), day),
        put(got, 1),
        more_up_to(stock, 99),
    )
    return program, (
        f"Berries grow back after {days} days: the {where(taken)} are the days on which each bush was picked last. If at bush {spot.address} (0-7) today {day.address} minus that day (mod 256) is {days} or more, note today there, add a berry ({stock.address}, 99 at most) and set {got.address} to 1. If not, {got.address} = 0.",
        f"(today - t[s]) & $FF >= {days}: t[s] = today, berries = min(berries + 1, 99), got = 1. Else got = 0. today {day.address}, s {spot.address} < 8, t {where(taken)}, berries {stock.address}, got {got.address}.",
        f"How do I let a forage spot refill {days} days after it was used? Day counter {day.address} (byte, wraps, so subtract modulo 256), last-picked day per spot {where(taken)}, spot index {spot.address} below 8, items {stock.address} (cap 99), success flag {got.address} 1/0.",
        f"Write a routine for picking mushrooms at place {spot.address} (always less than 8). The place's byte among those from {taken.address} is the day of its last harvest. Unless at least {days} days have passed until {day.address}, counted modulo 256, there's nothing: 0 in {got.address}. Otherwise the day is written down, {stock.address} gets one more (it ends at 99), and {got.address} is 1.",
    )


def tide_opens_path(draw: Drawer) -> Made:
    clock, level, path = draw.variable(8), draw.variable(8), draw.variable(8)
    low, high = sorted(draw.rng.sample(range(20, 110), 2))
    bit = 1 << draw.rng.randrange(8)
    program = (
        more(clock),
        put(level, clock),
        when(check(level, ">=", 0x80), put(level, Unary("not", Read(level)))),
        If(check(level, "<", low), (put(path, joined(path, bit)),)),
        If(check(level, ">", high), (put(path, masked(path, 0xFF - bit)),)),
    )
    return program, (
        f"Tide: the clock {clock.address} goes up by 1 (mod 256); the level {level.address} is the clock up to 127 and 255 minus the clock from 128 on. Under {low} the sand path opens (${bit:02X} set in {path.address}), above {high} it is flooded (cleared), in between it stays as it was.",
        f"++c; lvl = c < $80 ? c : 255 - c; lvl < {low}: {path.address} |= ${bit:02X}; lvl > {high}: {path.address} &= ~${bit:02X}. c {clock.address}, lvl {level.address}.",
        f"How do I get a triangle-wave tide with hysteresis? Step counter {clock.address} first (byte, wraps). Sea level to {level.address}: 0..127 rising, then 127..0 falling (ones' complement of the counter). Path flag ${bit:02X} of {path.address}: on below {low}, off above {high}, otherwise unchanged.",
        f"Write the sea of my island. Its hour {clock.address} advances by one, 255 is followed by 0. Water at {level.address} equals the hour in the first half of the cycle (less than 128), and 255 minus it in the second. When it is lower than {low} switch on mask ${bit:02X} of {path.address}; when it is higher than {high} switch it off.",
    )


def cold_without_coat(draw: Drawer) -> Made:
    height, coat, warmth, hp = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    bit, limit = 1 << draw.rng.randrange(8), draw.rng.randrange(60, 180)
    cold, back, most = draw.one(2, 3, 4), draw.one(1, 2), draw.one(100, 120, 200)
    program = (
        If(
            Both(check(height, ">=", limit), Bits(Read(coat), bit, "none")),
            (less_down_to(warmth, 0, cold), when(check(warmth, "==", 0), less_down_to(hp, 0))),
            (more_up_to(warmth, most, back),),
        ),
    )
    return program, (
        f"Mountain cold: at height {height.address} of {limit} or more without a coat (${bit:02X} of {coat.address} clear) the warmth {warmth.address} falls by {cold} (not below 0), and at 0 the hero also loses 1 HP ({hp.address}, floor 0). Anywhere else, or with the coat, warmth rises by {back} to {most} at most.",
        f"h >= {limit} && !(coat & ${bit:02X}): w = max(w - {cold}, 0), w == 0 -> hp = max(hp - 1, 0). Else w = min(w + {back}, {most}). h {height.address}, coat {coat.address}, w {warmth.address}, hp {hp.address}.",
        f"How do I make snow peaks dangerous? Altitude {height.address} (cold from {limit} up), clothing byte {coat.address} (mask ${bit:02X} protects), body heat {warmth.address}: -{cold} in the cold, +{back} otherwise, 0 to {most}; freezing (heat 0 after the loss) costs one of {hp.address}, never wrapping.",
        f"Write a routine for climbing. Below {limit} metres ({height.address}), or in a coat (bit ${bit:02X} of {coat.address} set), the hero warms up by {back} until {warmth.address} is {most}. Otherwise he cools down by {cold}; when there's no warmth left he also gets frostbite, a point off {hp.address}, which doesn't fall below zero.",
    )


def map_pin_toggle(draw: Drawer) -> Made:
    pins = draw.array(8, draw.one(4, 6, 8))
    here, result = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    old, free = own("old pin"), own("free pin")
    program = (
        Set(old, Position(pins, check(Here(pins), "==", here), 0xFF)),
        If(check(old, "!=", 0xFF), (put(at(pins, old), 0xFF), put(result, 1), Stop())),
        Set(free, Position(pins, check(Here(pins), "==", 0xFF), 0xFF)),
        If(check(free, "==", 0xFF), (put(result, 2), Stop())),
        put(at(pins, free), here),
        put(result, 0),
    )
    return program, (
        f"Map pins: {pins.length} of them, the {where(pins)} are their cells, $FF = unused. Pressing the button on cell {here.address}: a pin there (the first that is equal) is removed ($FF) and {result.address} = 1. None there: the first unused one is put there, {result.address} = 0. None unused: {result.address} = 2.",
        f"i = find(pin == {here.address}): pin[i] = $FF, r = 1. Else j = find(pin == $FF): pin[j] = {here.address}, r = 0; no j: r = 2. First match each. pin {where(pins)}, r {result.address}.",
        f"How do I toggle a marker on the world map? Marker list {where(pins)}, empty entry $FF. Cursor cell {here.address}. On a marker: take it away (result 1). Otherwise place one in the first empty entry (0), or say the list is full (2). Result byte {result.address}. (A cursor of $FF finds an empty entry and counts as a marker.)",
        f"Write a routine for stamps on a map. Search the {pins.length} bytes at {pins.address} for the value {here.address}. Found: overwrite the first one with $FF and return 1 in {result.address}. Not found: overwrite the first $FF with the value and return 0. Not even a $FF: return 2 and change nothing.",
    )


def caravan_on_road(draw: Drawer) -> Made:
    places = draw.array(8, draw.one(4, 6, 8))
    hours, town, goods = draw.variable(8), draw.variable(8, below=places.length), draw.variable(8)
    trip = draw.rng.randrange(6, 48)
    most = draw.one(20, 50, 99)
    program = (
        more(hours),
        If(check(hours, "<", trip), (Stop(),)),
        put(hours, 0),
        put(at(places, town), Saturating("add", Read(Item(places, Read(town))), Read(goods), most)),
        If(check(town, "==", places.length - 1), (put(town, 0),), (more(town),)),
    )
    return program, (
        f"A caravan travels {trip} hours from town to town: {hours.address} counts up each hour, and at {trip} or more it's 0 again and the caravan is in town {town.address} (below {places.length}), where it unloads {goods.address} goods into the store (the {where(places)}, {most} at most). Then it heads for the next town; after {places.length - 1} comes 0.",
        f"++h; h >= {trip}: h = 0, stock[t] = min(stock[t] + g, {most}), t = t == {places.length - 1} ? 0 : t + 1. h {hours.address}, t {town.address} < {places.length}, g {goods.address}, stock {where(places)}.",
        f"How do I let a merchant restock {places.length} towns in turn? Hour counter {hours.address} (+1 a call, cleared at {trip} or more, only then he arrives), next town {town.address} (0 to {places.length - 1}, cyclic), load {goods.address}, town stocks {where(places)}, limit {most} per town (no wrap).",
        f"Write an hourly routine for a trader. Only every {trip}th hour (counted in {hours.address}; raise it, and at {trip} or above clear it) he arrives somewhere: at place {town.address}, always under {places.length}. Its supplies, one of the {where(places)}, grow by {goods.address} without passing {most}, and he moves on to the place after it, from the last to the first.",
    )


def lantern_oil(draw: Drawer) -> Made:
    lit, oil, dark, radius = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    shift, least = draw.one(3, 4), draw.rng.randrange(4, 16)
    bit = draw.one(0x01, 0x80, 0x10)
    program = (
        If(Bits(Read(dark), bit, "none"), (put(radius, 255), Stop())),
        put(radius, least),
        If(check(lit, "==", 0), (Stop(),)),
        If(check(oil, "==", 0), (put(lit, 0), Stop())),
        less(oil),
        more(radius, Shifted(Read(oil), "right", shift)),
    )
    return program, (
        f"How far the hero sees: 255 in daylight (${bit:02X} clear in {dark.address}). In the dark {least}, and with a burning lantern ({lit.address} is 1, else 0) a drop of oil {oil.address} is used and the rest / {1 << shift} is added. A lantern without oil goes out (0). Radius to {radius.address}.",
        f"!(dark & ${bit:02X}): r = 255. Else r = {least}; lit: oil ? (--oil, r += oil >> {shift}) : lit = 0. dark {dark.address}, lit {lit.address} (0/1), oil {oil.address}, r {radius.address}.",
        f"How do I make the light circle shrink as oil runs out? Darkness bit ${bit:02X} of {dark.address}; lantern on {lit.address} (0 or 1); oil {oil.address}, one per call when on and dark; radius {radius.address} = {least} + (oil left >> {shift}), {least} when off, 255 when not dark; an empty lantern is switched off.",
        f"Write a lighting routine. By day (mask ${bit:02X} of {dark.address} off) {radius.address} is 255 and no oil burns. By night it's {least} for a hero with no light ({lit.address} = 0). With a light (1) and oil in {oil.address}, burn one and let the radius be {least} plus the remaining oil shifted right {shift} times. With a light and no oil, put the light out; the radius is {least}.",
    )


def shrine_offering(draw: Drawer) -> Made:
    offer, favor, luck, purse = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    need, boost, cap = draw.rng.randrange(50, 200), draw.rng.randrange(1, 9), draw.one(20, 50, 99)
    program = (
        If(Compared("<", Read(purse), Widened(Read(offer))), (Stop(),)),
        less(purse, Widened(Read(offer))),
        put(favor, Saturating("add", Read(favor), Read(offer), 255)),
        If(check(favor, ">=", need), (less(favor, need), more_up_to(luck, cap, boost))),
    )
    return program, (
        f"Offering at a shrine: if the purse {purse.address} (word) holds the offered byte {offer.address}, it's paid and added to the favour {favor.address} (255 at most). {need} favour or more buys a blessing: {need} are used up and the luck {luck.address} rises by {boost}, up to {cap}. Too little money: nothing.",
        f"purse >= o: purse -= o, fav = min(fav + o, 255); fav >= {need}: fav -= {need}, luck = min(luck + {boost}, {cap}). purse word {purse.address}, o {offer.address}, fav {favor.address}, luck {luck.address}.",
        f"How do I let players donate for luck? Donation byte {offer.address}, 16-bit money {purse.address} (not enough = no effect), donation total {favor.address} (saturating byte), {need} of it turn into +{boost} luck ({luck.address}, maximum {cap}), at most once a call.",
        f"Write a routine for a god who takes coins. The hero gives {offer.address} out of {purse.address} (two bytes), provided he has so many. They count towards {favor.address}, which stops at $FF; when it has come to {need}, that much is taken from it and {luck.address} grows by {boost} but not beyond {cap}.",
    )


def bird_of_passage(draw: Drawer) -> Made:
    season, day, birds = draw.variable(8, below=4), draw.variable(8, below=28), draw.variable(8)
    leave, back = draw.rng.randrange(2, 26), draw.rng.randrange(2, 26)
    autumn, spring = 2, 0
    step = draw.one(1, 2, 5)
    most = draw.rng.randrange(20, 99)
    program = (
        If(Both(check(season, "==", autumn), check(day, ">=", leave)), (less_down_to(birds, 0, step), Stop())),
        If(Both(check(season, "==", spring), check(day, ">=", back)), (more_up_to(birds, most, step), Stop())),
        If(check(season, "==", 3), (put(birds, 0),)),
    )
    return program, (
        f"Migrating birds: in autumn (season {season.address} = 2) from day {leave} on ({day.address}, 0-27) {step} of the flock {birds.address} leave each day, down to 0. In spring (0) from day {back} on {step} come back each day, up to {most}. In winter (3) there are none. On all other days the number stays. Seasons are 0-3.",
        f"s == 2 && d >= {leave}: n = max(n - {step}, 0); s == 0 && d >= {back}: n = min(n + {step}, {most}); s == 3: n = 0. s {season.address} < 4, d {day.address} < 28, n {birds.address}.",
        f"How do I model birds that fly south? season byte {season.address} (0 spring, 1 summer, 2 autumn, 3 winter), day of the season {day.address} below 28, flock {birds.address}. Autumn day {leave}+: -{step}, no underflow. Spring day {back}+: +{step}, not above {most}. Winter: zero. Otherwise unchanged.",
        f"Write a daily routine for a flock of {birds.address} storks. The season {season.address} counts 0 to 3 from spring, the day {day.address} 0 to 27. When autumn has reached day {leave}, {step} go away (never fewer than none stay); when spring has reached day {back}, {step} arrive (never more than {most}); all winter long there are zero; at other times nothing changes.",
    )


def warp_point_cost(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    here, target = draw.variable(8, below=xs.length), draw.variable(8, below=xs.length)
    magic, fare = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    wide, tall = own("width"), own("height")
    shift = draw.one(3, 4)
    program = (
        put(wide, Binary("distance", Read(at(xs, here)), Read(at(xs, target)))),
        put(tall, Binary("distance", Read(at(ys, here)), Read(at(ys, target)))),
        put(fare, Shifted(Binary("max", Read(wide), Read(tall)), "right", shift)),
        If(check(magic, "<", fare), (Stop(),)),
        less(magic, fare),
        put(here, target),
    )
    return program, (
        f"Warping costs magic by distance: the fare from warp point {here.address} to {target.address} (both below {xs.length}) is the larger of the horizontal and the vertical distance, divided by {1 << shift} (rounded down); it goes to {fare.address}. With enough magic {magic.address} it's paid and {here.address} becomes the target. x: {where(xs)}; y: {where(ys)}.",
        f"fare = max(|x[a] - x[b]|, |y[a] - y[b]|) >> {shift}; mp >= fare: mp -= fare, a = b. a {here.address}, b {target.address} < {xs.length}; x {xs.address}, y {ys.address}, {xs.length} bytes each; mp {magic.address}; fare {fare.address}.",
        f"How do I charge magic for fast travel by how far it is? Columns {where(xs)}, rows {where(ys)}; from {here.address} to {target.address}, indices under {xs.length}; price byte {fare.address} = Chebyshev distance / {1 << shift}, no fraction; balance {magic.address}. Affordable: subtract and move. Otherwise only the price is shown.",
        f"Write a travel routine between {xs.length} towers. Take how far tower {here.address} and tower {target.address} are apart in x (the {where(xs)}) and in y (the {where(ys)}; unsigned), keep the greater, shift it right {shift} times: that's the price in {fare.address}. A hero with at least that in {magic.address} pays, and the first tower's number is replaced by the second's.",
    )


RECIPES = (
    wind_drives_clouds,
    night_monsters,
    steps_to_encounter,
    repel_keeps_off,
    field_watered,
    harvest_field,
    soil_tires,
    hen_lays_egg,
    forage_regrows,
    tide_opens_path,
    cold_without_coat,
    map_pin_toggle,
    caravan_on_road,
    lantern_oil,
    shrine_offering,
    bird_of_passage,
    warp_point_cost,
)
