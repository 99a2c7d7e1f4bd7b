"""Races, tables of the best, companions and pets: checkpoints, drifts, slipstreams, wages, moods and formations."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Extreme,
    Half,
    Here,
    If,
    Index,
    Item,
    Number,
    Position,
    Read,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Shove,
    Stop,
    Table,
    While,
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
    plus,
    put,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def checkpoint_in_order(draw: Drawer) -> Made:
    count, laps = draw.one(4, 8), draw.one(2, 3)
    here, due, lap = draw.variable(8, below=count), draw.variable(8, below=count), draw.variable(8, below=laps)
    done = draw.variable(8)
    program = (
        put(done, 0),
        If(check(here, "!=", due), (Stop(),)),
        put(due, masked(plus(due, 1), count - 1)),
        If(check(due, "!=", 0), (Stop(),)),
        more(lap),
        when(check(lap, "==", laps), put(done, 1)),
    )
    return program, (
        f"Race track with {count} checkpoints: only the one that is due ({due.address}) counts when the car drives over checkpoint {here.address} (numbers 0 to {count - 1}). Then the next is due; after the last it is 0 again and the laps {lap.address} (below {laps} so far) go up by 1; {done.address} = 1 if that makes {laps}. In all other cases {done.address} = 0.",
        f"cp == due: due = (due + 1) & {count - 1}; due == 0: ++lap, fin = lap == {laps}. fin = 0 otherwise. cp {here.address}, due {due.address} < {count}, lap {lap.address} < {laps} on entry, fin {done.address}.",
        f"How do I stop players from cutting the course? Checkpoints 0-{count - 1} must be passed in order: touched one {here.address}, expected one {due.address}. All of them make a lap ({lap.address}, fewer than {laps} before); lap {laps} ends the race, {done.address} = 1, else 0. A wrong checkpoint does nothing.",
        f"Write a race steward. Flag {here.address} was passed; he waits for flag {due.address} (both are 0 to {count - 1}). Any other flag is ignored. The right one is ticked off and he waits for the following one, or after the last for flag 0, with one more round in {lap.address}, where he had less than {laps}. Round {laps} ends the race: 1 in {done.address}, which otherwise is 0.",
    )


def drift_charges_boost(draw: Drawer) -> Made:
    drifting, charge, boost, sparks = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    first = draw.rng.randrange(20, 60)
    second = first + draw.rng.randrange(20, 80)
    short, long = draw.rng.randrange(10, 40), draw.rng.randrange(50, 120)
    program = (
        If(
            check(drifting, "==", 1),
            (more_up_to(charge, 255),),
            (
                when(check(charge, ">=", first), put(boost, short)),
                when(check(charge, ">=", second), put(boost, long)),
                put(charge, 0),
            ),
        ),
        put(sparks, 0),
        when(check(charge, ">=", first), put(sparks, 1)),
        when(check(charge, ">=", second), put(sparks, 2)),
    )
    return program, (
        f"Drift boost: while drifting ({drifting.address} = 1) the charge {charge.address} goes up by 1 (255 at most). Letting go (0) with a charge of {first} or more starts a boost of {short} frames, of {second} or more one of {long} ({boost.address}), and the charge is 0. Sparks {sparks.address}: 0 below {first}, 1 from there, 2 from {second}, by the charge after all that.",
        f"drift ? c = min(c + 1, 255) : (c >= {second} ? boost = {long} : c >= {first} ? boost = {short}, c = 0); sparks = (c >= {first}) + (c >= {second}). drift {drifting.address} (0/1), c {charge.address}, boost {boost.address}, sparks {sparks.address}.",
        f"How do I do mini-turbos? Drift flag {drifting.address} 0/1, charge byte {charge.address} (saturating, +1 a frame), release at {first}+: boost timer {boost.address} = {short}, at {second}+: {long}, less: the timer stays. Charge cleared on release. Spark colour {sparks.address} 0/1/2 with the same thresholds.",
        f"Write a kart's drifting. As long as it slides, 1 in {drifting.address}, energy gathers in {charge.address}, one per frame up to 255. When it doesn't, 0, the energy is spent: {second} or more give {long} frames of turbo ({boost.address}), {first} or more give {short}, anything less gives nothing, and none is left. The sparks {sparks.address} show what energy there is at the end: 2 for {second} and up, 1 for {first} and up, else 0.",
    )


def slipstream(draw: Drawer) -> Made:
    mine, ahead, lane, other = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    tow, speed = draw.variable(8), draw.variable(8)
    near, frames = draw.rng.randrange(0x20, 0x100), draw.rng.randrange(20, 90)
    top, bonus = draw.one(100, 120, 200), draw.one(2, 4, 8)
    program = (
        If(
            Both(check(lane, "==", other), Compared("<", minus(ahead, mine), Number(near, 16))),
            (more_up_to(tow, frames),),
            (put(tow, 0),),
        ),
        when(check(tow, "==", frames), more_up_to(speed, top, bonus)),
    )
    return program, (
        f"Slipstream: if my lane {lane.address} is the other car's ({other.address}) and its distance {ahead.address} minus mine {mine.address} (words, mod 65536) is less than {near}, the tow {tow.address} goes up by 1, to {frames} at most; otherwise it is 0. With a tow of {frames} the speed {speed.address} rises by {bonus}, to {top} at most.",
        f"tow = lane == lane2 && (d2 - d) & $FFFF < {near} ? min(tow + 1, {frames}) : 0; tow == {frames}: v = min(v + {bonus}, {top}). lane {lane.address}, lane2 {other.address}, d {mine.address}, d2 {ahead.address} (16-bit), tow {tow.address}, v {speed.address}.",
        f"How do I code drafting behind a rival? Same lane ({lane.address} = {other.address}) and the rival's 16-bit progress {ahead.address} ahead of mine {mine.address} by under {near} (unsigned difference). {frames} frames in a row like that ({tow.address}, resets, doesn't exceed it) and each further one give +{bonus} speed ({speed.address}, cap {top}).",
        f"Write a routine for riding in the wind shadow. The leader's way {ahead.address} less mine {mine.address} (two bytes each, wrapping) must be smaller than {near}, and we must be in one lane ({lane.address} and {other.address}). Then {tow.address} counts on, no further than {frames}; else it starts over at 0. At {frames} my {speed.address} gains {bonus}, though never beyond {top}.",
    )


def rubber_band(draw: Drawer) -> Made:
    mine, rival, speed, base = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8, below=0xC0)
    shift, most = draw.one(4, 5, 6), draw.one(16, 24, 32)
    gap = Algorithms(draw).own("gap", 16)
    program = (
        put(gap, Shifted(Binary("distance", Read(mine), Read(rival)), "right", shift)),
        put(gap, Binary("min", Read(gap), Number(most, 16))),
        put(speed, base),
        If(
            check(rival, "<", mine),
            (more(speed, Half(Read(gap), False)),),
            (less_down_to(speed, 0, Half(Read(gap), False)),),
        ),
    )
    return program, (
        f"Rubber-band rival: for every {1 << shift} units between his distance {rival.address} and mine {mine.address} (unsigned words) his speed is one more than the base {base.address} (below $C0) if he is behind, one less if not; {most} more or less at most, never below 0. To {speed.address}.",
        f"g = min(|me - rival| >> {shift}, {most}); {speed.address} = rival < me ? base + g : max(base - g, 0). me {mine.address}, rival {rival.address} 16-bit; base {base.address} < $C0.",
        f"How do I make CPU racers catch up? Progress words {mine.address} (player) and {rival.address} (CPU). Adjustment = difference / {1 << shift}, whole, limited to {most}. Trailing CPU: base speed {base.address} (less than 192) plus it. Level or leading: minus it, floor zero. Result {speed.address}.",
        f"Write a fair opponent. His pace {speed.address} starts from {base.address}, which is under 192. How far apart we are ({mine.address} and {rival.address}, two bytes, without sign), shifted right {shift} times but {most} at the most, is added if I am farther than he, and subtracted otherwise, where it can't get less than nothing.",
    )


def cup_points(draw: Drawer) -> Made:
    places, points = draw.one(draw.slots, draw.records)(8, 8)
    award = Table("AwardTable", "award", tuple(sorted(draw.rng.sample(range(1, 30), 4), reverse=True)))
    leader = draw.variable(8)
    program = (
        Each(
            (places, points),
            (
                when(
                    check(Here(places), "<", 4),
                    put(Here(points), Saturating("add", Read(Here(points)), Read(at(award, Here(places))), 255)),
                ),
            ),
        ),
        Set(leader, Extreme("max", points, True)),
    )
    shown = ", ".join(map(str, award.values))
    return program, (
        f"Championship: after a race add {shown} points for places 0, 1, 2, 3 (the {where(places)}; higher places get nothing) to the drivers' points, the {where(points)}, 255 at most. {leader.address} = number of the driver with the most points, of equals the first.",
        f"pl[i] < 4: pt[i] = min(pt[i] + [{shown}][pl[i]], 255); {leader.address} = argmax(pt), first. pl {where(places)}; pt {where(points)}.",
        f"How do I award grand prix points? Finishing position per driver, 0 = winner: {where(places)}. Totals: {where(points)} (saturating). Scale {shown} for the first four. Then the index of the leader into {leader.address}, lower index on a tie.",
        f"Write the scoreboard of a cup with {places.length} drivers. In the {where(places)} stands how each has come in: 0 is first. The best four get {shown}, added to their bytes among the {where(points)} without wrapping. {leader.address} tells who leads now (the earliest of several).",
    )


def name_into_table(draw: Drawer) -> Made:
    scores = draw.array(8, draw.one(3, 5, 8))
    score, rank, beat = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, held, moved = own("place"), own("held"), own("moved")
    program = (
        Set(rank, Position(scores, check(Here(scores), "<", score), 0xFF)),
        put(beat, 0),
        If(check(rank, "==", 0xFF), (Stop(),)),
        put(held, score),
        put(place, rank),
        While(
            check(place, "<", scores.length),
            (put(moved, at(scores, place)), put(at(scores, place), held), put(held, moved), more(place), more(beat)),
        ),
    )
    return program, (
        f"Best list of {scores.length} scores, highest first ({where(scores)}): find the first one that the byte {score.address} is greater than, put it there and move the others down by one place (the last is lost). {rank.address} = its place from 0, {beat.address} = how many it was put in front of. If there's none: {rank.address} = $FF, {beat.address} = 0.",
        f"r = first i with t[i] < s, else $FF; r != $FF: insert s at r, drop the last, {beat.address} = {scores.length} - r; else {beat.address} = 0. t {where(scores)}, s {score.address}, r {rank.address}.",
        f"How do I insert a score into a ranking? Table {where(scores)}, best first. New one: byte {score.address} (unsigned; equals stay above it). Rank 0-{scores.length - 1} to {rank.address} or $FF if it isn't good enough; number of scores it pushed down (the one that drops out counted) to {beat.address}, 0 then.",
        f"Write an arcade's hall of fame, {scores.length} bytes from {scores.address}. The score {score.address}, a byte, enters before the first that is smaller; that one and all behind it slip one line, over the edge at the end. The line goes to {rank.address} (first line 0), the number of those that slipped to {beat.address}. With no smaller one there, $FF and 0.",
    )


def wages_or_leave(draw: Drawer) -> Made:
    wages, mood = draw.one(draw.slots, draw.records)(8, 8)
    purse, left = draw.variable(16), draw.variable(8)
    down, up = draw.rng.randrange(20, 80), draw.one(1, 2, 5)
    program = (
        put(left, 0),
        Each(
            (wages, mood),
            (
                If(
                    Compared(">=", Read(purse), Widened(Read(Here(wages)))),
                    (less(purse, Widened(Read(Here(wages)))), more_up_to(Here(mood), 100, up)),
                    (less_down_to(Here(mood), 0, down),),
                ),
                when(check(Here(mood), "==", 0), more(left)),
            ),
        ),
    )
    return program, (
        f"Pay day for {wages.length} hirelings, in order: if the purse {purse.address} (word) has the wage (the {where(wages)}) it is paid and the mood (the {where(mood)}) rises by {up}, to 100 at most; if not, the mood falls by {down}, to 0 at least. {left.address} = how many have mood 0 after that.",
        f"each i: purse >= w[i] ? (purse -= w[i], m[i] = min(m[i] + {up}, 100)) : m[i] = max(m[i] - {down}, 0); {left.address} = count(m == 0). purse word {purse.address}; w {where(wages)}; m {where(mood)}.",
        f"How do I pay mercenaries as long as money lasts? Wages {where(wages)}, morale {where(mood)}, 16-bit gold {purse.address}. First come first served, a cheaper one later may still be paid. Paid +{up} (cap 100), unpaid -{down} (floor 0). Deserters, morale zero, are counted in {left.address}.",
        f"Write a routine for the end of the week. {wages.length} companions queue up. Each wants what his byte among the {where(wages)} says, and gets it out of {purse.address} (two bytes) if so much is there. The paid become happier by {up} but not over 100, the unpaid sadder by {down} but not under 0 (the {where(mood)}). Tell in {left.address} how many have no joy left at all.",
    )


def pet_needs(draw: Drawer) -> Made:
    food, play, love, sick = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    limit = draw.rng.randrange(20, 80)
    one, other = draw.one(1, 2, 3), draw.one(1, 2, 4)
    program = (
        less_down_to(food, 0, one),
        less_down_to(play, 0, other),
        If(
            Both(check(food, "<", limit), check(play, "<", limit)),
            (less_down_to(love, 0), more_up_to(sick, 255), Stop()),
        ),
        put(sick, 0),
        when(Both(check(food, ">=", limit), check(play, ">=", limit)), more_up_to(love, 255)),
    )
    return program, (
        f"A pet's hour: its fill {food.address} falls by {one} and its fun {play.address} by {other} (floors 0). If both are below {limit}, love {love.address} - 1 (floor 0) and sickness {sick.address} + 1 (255 at most). Otherwise sickness 0, and if neither is below {limit}, love + 1 (255 at most).",
        f"f = max(f - {one}, 0), p = max(p - {other}, 0); both < {limit}: love = max(love - 1, 0), sick = min(sick + 1, 255). Else sick = 0; both >= {limit}: love = min(love + 1, 255). f {food.address}, p {play.address}, love {love.address}, sick {sick.address}.",
        f"How do I do a tamagotchi tick? hunger meter {food.address} (-{one}), fun meter {play.address} (-{other}), no underflow; threshold {limit}. Two low meters: affection {love.address} down, illness {sick.address} up. At most one low: illness cleared. None low: affection up too. All bytes, saturating.",
        f"Write an hour in a puppy's life. It gets hungrier by {one} ({food.address}) and more bored by {other} ({play.address}), which both end at zero. Fewer than {limit} in both makes it love you one less ({love.address}) and ail one more ({sick.address}). Else it's well (0 in {sick.address}), and with {limit} or more in both it loves you one more. Nothing wraps.",
    )


def pet_evolves(draw: Drawer) -> Made:
    stats = draw.array(8, 3)
    form, level = draw.variable(8), draw.variable(8)
    need, base = draw.rng.randrange(10, 60), draw.rng.randrange(2, 0x40)
    best = draw.variable(8)
    program = (
        If(check(level, "<", need), (Stop(),)),
        Set(best, Extreme("max", stats, True)),
        put(form, plus(best, base)),
        put(level, 0),
    )
    return program, (
        f"Evolution: at level {need} or more ({level.address}) the creature takes a form by its best trait, the largest of three bytes at {stats.address} (of equals the first): its number goes to {best.address}, form {form.address} = {base} + number, and the level starts again at 0. Below that nothing happens.",
        f"lv >= {need}: i = argmax of 3 bytes at {stats.address} -> {best.address}, form = {base} + i, lv = 0. lv {level.address}, form {form.address}.",
        f"How do I evolve a monster according to its highest stat? Three stats from {stats.address}, level {level.address} (required {need}, reset to zero afterwards), winning index 0-2 to {best.address} (lowest on a tie), new species {form.address} = {base}, {base + 1} or {base + 2}.",
        f"Write the growing up of a chick. Its level {level.address} must have come to {need}, else leave all as it is. Which of the bytes {stats.address}, {stats.address + 1} and {stats.address + 2} is greatest? Put 0, 1 or 2 into {best.address} (an earlier one wins a draw), {base} more than that into {form.address}, and begin with level 0.",
    )


def formation_places(draw: Drawer) -> Made:
    xs, ys = draw.array(8, 4), draw.array(8, 4)
    x, y, shape = draw.variable(8), draw.variable(8), draw.variable(8, below=2)
    gap = draw.one(8, 12, 16)
    wide = Table("LineTable", "line offset", tuple((one * gap) & 0xFF for one in (-2, -1, 1, 2)))
    own = Algorithms(draw).own
    depth = own("depth")
    program = (
        put(depth, 0),
        Each(
            (xs, ys),
            (
                If(
                    check(shape, "==", 0),
                    (put(Here(xs), plus(x, at(wide, Index()))), put(Here(ys), y)),
                    (more(depth, gap), put(Here(xs), x), put(Here(ys), plus(y, depth))),
                ),
            ),
        ),
    )
    return program, (
        f"Four companions take their places round the leader at ({x.address}, {y.address}). Shape {shape.address} 0, a line: same y, x = leader - {2 * gap}, - {gap}, + {gap}, + {2 * gap}. Shape 1, a column: same x, y = leader + {gap}, + {2 * gap}, + {3 * gap}, + {4 * gap}. Their x: {where(xs)}; y: {where(ys)}. Mod 256.",
        f"shape 0: px[i] = x + [-2, -1, 1, 2][i] * {gap}, py[i] = y; shape 1: px[i] = x, py[i] = y + (i + 1) * {gap}. shape {shape.address} (0/1), x {x.address}, y {y.address}, px {xs.address}, py {ys.address}, 4 bytes each.",
        f"How do I arrange four followers in line abreast or in single file? Leader {x.address}/{y.address}; spacing {gap}; mode {shape.address}: 0 abreast, two on each side of him, leftmost first; 1 in file below him. Positions into 4 + 4 bytes at {xs.address} (x) and {ys.address} (y), wrapping.",
        f"Write a drill sergeant for a squad of four. On command 0 ({shape.address}) they stand beside the captain, on his line {y.address}, at {2 * gap} and {gap} to his left and {gap} and {2 * gap} to his right ({x.address} is his column). On command 1 they stand in his column, one below the other, {gap} apart, the first {gap} below him. Columns belong into the {where(xs)}, lines into the {where(ys)}.",
    )


def revive_by_price(draw: Drawer) -> Made:
    hp, levels = draw.slots(8, 8)
    who, purse, price = draw.variable(8, below=hp.length), draw.variable(16), draw.variable(16)
    factor, health = draw.one(10, 15, 20, 25), draw.one(1, 5, 10, 20)
    program = (
        put(price, 0),
        If(check(at(hp, who), "!=", 0), (Stop(),)),
        put(price, Scaled(Widened(Read(at(levels, who))), factor)),
        If(check(purse, "<", price), (Stop(),)),
        less(purse, price),
        put(at(hp, who), health),
    )
    return program, (
        f"Temple: reviving member {who.address} (below {hp.length}) costs {factor} gold per level (the {where(levels)}); the price goes to the word {price.address}. With enough in the purse {purse.address} (word) it's paid and he has {health} HP (the {where(hp)}). For someone alive (HP not 0) the price is 0 and nothing happens.",
        f"hp[i] ? price = 0 : (price = {factor} * lv[i], purse >= price: purse -= price, hp[i] = {health}). i {who.address} < {hp.length}; hp {where(hp)}; lv {where(levels)}; price {price.address}, purse {purse.address} words.",
        f"How do I charge for resurrection by level? Member index {who.address}, HP bytes {where(hp)} (0 dead), level bytes {where(levels)}, fee {factor} x level as a word to {price.address}, gold word {purse.address}. Affordable: pay, HP = {health}. Not: only the fee is shown. Living: fee 0.",
        f"Write a priest's prayer for hero {who.address}, one of {hp.length}. A hero with life in him (the {where(hp)}) doesn't need it: 0 in {price.address}. For a dead one he asks {factor} coins for each of his levels (the {where(levels)}), which you note in {price.address}, two bytes. If {purse.address}, two bytes too, has them, they change hands and the hero wakes up with {health}.",
    )


def countdown_start(draw: Drawer) -> Made:
    count, throttle, speed, light = draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    early, boost = draw.rng.randrange(6, 20), draw.rng.randrange(40, 100)
    program = (
        If(
            check(throttle, "==", 1),
            (If(check(count, "<=", early), (more_up_to(speed, boost, 8),), (put(speed, 0),)),),
        ),
        put(light, plus(Shifted(Read(count), "right", 6), 1)),
        when(check(count, "==", 0), put(light, 5)),
    )
    return program, (
        f"Race start: {count.address} frames to go. Pressing the throttle ({throttle.address} = 1, else 0) in the last {early} of them (count {early} or less, also 0) adds 8 to the starting speed {speed.address}, up to {boost}; pressing it earlier stalls the engine (speed 0). The light {light.address} is count / 64 + 1, or 5 (green) at 0.",
        f"gas: v = n <= {early} ? min(v + 8, {boost}) : 0; light = n ? (n >> 6) + 1 : 5. n {count.address}, gas {throttle.address} (0/1), v {speed.address}, light {light.address}.",
        f"How do I do a rocket start? Countdown byte {count.address} (somebody else counts). Throttle flag {throttle.address} 0/1 held with at most {early} frames to go: speed {speed.address} + 8, not above {boost}; with more to go: 0; not held: speed as it is. Lamp {light.address} = top two bits of the count, plus 1; 5 when the count is zero.",
        f"Write the lamps of a grand prix. {count.address} frames are left until the start. A driver on the pedal (1 in {throttle.address}; 0 is off it) gains 8 in {speed.address}, {boost} being the most, if {early} frames or fewer are left, but falls to 0 if he is too eager. The lamp {light.address} shows the frames shifted right by six, plus one; with none left it shows number 5.",
    )


def tires_wear(draw: Drawer) -> Made:
    grip, surface, turn, speed = draw.variable(8), draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    wear = Table("WearTable", "wear", tuple(sorted(draw.rng.sample(range(1, 12), 4))))
    limit, slow = draw.rng.randrange(30, 90), draw.rng.randrange(20, 80)
    shown = ", ".join(map(str, wear.values))
    program = (
        If(Bits(Read(turn), 0x03, "none"), (Stop(),)),
        put(grip, Saturating("subtract", Read(grip), Read(at(wear, surface)), 0)),
        If(check(grip, "<", limit), (put(speed, Binary("min", Read(speed), Number(slow))),)),
    )
    return program, (
        f"Tyres: only in curves (left or right held: bit 1 or 0 of {turn.address}) they lose {shown} of their grip {grip.address} (floor 0) on surface {surface.address} = 0 to 3. With less than {limit} grip after that the speed {speed.address} is limited to {slow}.",
        f"{turn.address} & 3: g = max(g - [{shown}][s], 0), g < {limit}: v = min(v, {slow}). g {grip.address}, s {surface.address} < 4, v {speed.address}.",
        f"How do I wear tyres down in corners by road type? Pad byte {turn.address} ($02 left, $01 right; neither = straight, nothing happens), surface index {surface.address} under 4, wear {shown}, grip byte {grip.address} without underflow; worn tyres (under {limit}) cap the speed byte {speed.address} at {slow}.",
        f"Write a mechanic's nightmare. Whoever steers, that is, holds a direction in the low two bits of {turn.address}, rubs {shown} points of rubber off ({grip.address}, never below none), depending on the ground {surface.address} (0 to 3). If fewer than {limit} points remain, he can't go faster than {slow} in this frame ({speed.address}). Driving straight costs and limits nothing.",
    )


def command_queue(draw: Drawer) -> Made:
    queue = draw.array(8, draw.one(4, 6, 8))
    current, busy, idle = draw.variable(8), draw.variable(8), draw.variable(8)
    frames = draw.rng.randrange(10, 60)
    program = (
        If(check(busy, "!=", 0), (less(busy), Stop())),
        put(current, at(queue, Number(0))),
        Shove(queue, False, Number(0)),
        If(check(current, "==", 0), (more_up_to(idle, 255), Stop())),
        put(busy, frames),
        put(idle, 0),
    )
    return program, (
        f"A companion carries out queued orders: while {busy.address} isn't 0 it only drops by 1. Then the first of the {where(queue)} becomes the current order {current.address}, the others move up by one and the last place is 0. An order other than 0 takes {frames} frames ({busy.address}) and the idle count {idle.address} is 0; with order 0 the idle count goes up by 1 (255 at most).",
        f"busy: --busy. Else cur = q[0], q = q[1:] + [0]; cur ? (busy = {frames}, idle = 0) : idle = min(idle + 1, 255). busy {busy.address}, cur {current.address}, q {where(queue)}, idle {idle.address}.",
        f"How do I let a follower work off a command list? Commands {where(queue)}, next one first, 0 = nothing. Busy timer {busy.address} (counts down, blocks everything). Take one into {current.address}, shift the list towards its start with a zero at its end, and be busy for {frames} frames; without a command count in {idle.address}, saturating, otherwise zero that.",
        f"Write a servant with a list of {queue.length} tasks ({queue.address} on, one byte each, zero for none). He's at work until {busy.address}, one less per call, is used up. A call that finds it used up takes the top task to {current.address}, everything below moves up, and a zero comes in at the bottom. A real task keeps him for {frames} calls and ends his boredom (0 in {idle.address}); none makes him one more bored, up to 255.",
    )


def bond_combo(draw: Drawer) -> Made:
    count = draw.one(3, 4)
    bonds = draw.array(8, count * count)
    one, other, bonus = draw.variable(8, below=count), draw.variable(8, below=count), draw.variable(8)
    limit = draw.rng.randrange(20, 200)
    own = Algorithms(draw).own
    place, back = own("place"), own("mirrored place")
    program = (
        put(bonus, 0),
        If(check(one, "==", other), (Stop(),)),
        put(place, plus(Scaled(Read(one), count), other)),
        put(back, plus(Scaled(Read(other), count), one)),
        put(at(bonds, place), Saturating("add", Read(Item(bonds, Read(place))), Number(1), 255)),
        put(at(bonds, back), at(bonds, place)),
        If(check(at(bonds, place), ">=", limit), (put(bonus, 1),)),
    )
    return program, (
        f"Bonds between {count} heroes are a {count} by {count} table of bytes at {bonds.address} (row = first hero). Heroes {one.address} and {other.address} (below {count}) fought side by side: the bond of the first with the second grows by 1 (255 at most) and the bond of the second with the first becomes the same. {bonus.address} = 1 if it is {limit} or more now, else 0. The same hero twice: 0 only.",
        f"a == b: r = 0. Else t[{count}a + b] = min(t[{count}a + b] + 1, 255), t[{count}b + a] = t[{count}a + b], r = t[{count}a + b] >= {limit}. a {one.address}, b {other.address} < {count}, t {where(bonds)}, r {bonus.address}.",
        f"How do I keep a symmetric friendship table? {count}x{count} bytes, row-major, {bonds.address}. Pair {one.address}, {other.address} (indices under {count}). Raise entry (first, second) with saturation, copy it to (second, first). Combo attack flag {bonus.address}: 1 from {limit} on, 0 below or for a hero with himself (no change then).",
        f"Write a routine for comrades. Each of {count} has a line of {count} numbers, one about everyone, all behind each other from {bonds.address}. What {one.address} thinks of {other.address} (0 to {count - 1} both) improves by one, though not over 255, and {other.address} thinks the same of {one.address} from now on. At {limit} and above they may attack together, 1 in {bonus.address}; else, or if they're one person, which changes no number, 0.",
    )


RECIPES = (
    checkpoint_in_order,
    drift_charges_boost,
    slipstream,
    rubber_band,
    cup_points,
    name_into_table,
    wages_or_leave,
    pet_needs,
    pet_evolves,
    formation_places,
    revive_by_price,
    countdown_start,
    tires_wear,
    command_queue,
    bond_combo,
)
