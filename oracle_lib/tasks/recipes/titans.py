"""Great foes: stages that trigger once, learned resistances, damage caps, slamming hands, sweeping beams, shrinking arenas."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Either,
    Extreme,
    Here,
    If,
    Number,
    Read,
    Repeat,
    Saturating,
    Set,
    Shifted,
    Shove,
    Stop,
    Switch,
    Table,
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
    plus,
    put,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def stage_triggers_once(draw: Drawer) -> Made:
    hp, most, stages, event = draw.variable(16), draw.rng.randrange(400, 4000), draw.variable(8), draw.variable(8)
    half, quarter = most // 2, most // 4
    one, other = draw.rng.sample(range(1, 0x60), 2)
    program = (
        put(event, 0),
        If(
            Both(check(hp, "<=", half), Bits(Read(stages), 1, "none")),
            (put(stages, joined(stages, 1)), put(event, one), Stop()),
        ),
        If(
            Both(check(hp, "<=", quarter), Bits(Read(stages), 2, "none")),
            (put(stages, joined(stages, 2)), put(event, other)),
        ),
    )
    return program, (
        f"Boss events that happen once: at {half} HP or less (word {hp.address}) event {one}, remembered in bit 0 of {stages.address}; at {quarter} or less event {other}, remembered in bit 1. At most one per call, the first of them first. Event to {event.address}, 0 for none.",
        f"hp <= {half} && !(s & 1): s |= 1, ev = {one}; else hp <= {quarter} && !(s & 2): s |= 2, ev = {other}; else ev = 0. hp word {hp.address}, s {stages.address}, ev {event.address}.",
        f"How do I fire a boss transition a single time at half and at quarter health? Health word {hp.address} (full {most}), done flags in {stages.address}: $01 for {half}, $02 for {quarter}, both inclusive. Script numbers {one} and {other} go to {event.address} (zero if there's nothing); the half comes before the quarter when both are due.",
        f"Write a check that runs after each blow to a dragon. When it first has no more than {half} of {hp.address} (two bytes) it roars: {one} in {event.address}, and bit 0 of {stages.address} says that it has. Otherwise, when it first has no more than {quarter}, it takes off: {other}, bit 1. At all other times {event.address} is 0.",
    )


def learns_to_resist(draw: Drawer) -> Made:
    weapon, last, resist, damage = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    hp, most = draw.variable(16), draw.one(2, 3, 4)
    program = (
        If(check(weapon, "==", last), (more_up_to(resist, most),), (put(resist, 0), put(last, weapon))),
        Repeat(Read(resist), (put(damage, Shifted(Read(damage), "right", 1)),)),
        put(hp, Saturating("subtract", Read(hp), Widened(Read(damage)), 0)),
    )
    return program, (
        f"A boss gets used to a weapon: if {weapon.address} is the one he was hit with before ({last.address}), his resistance {resist.address} goes up by 1 (to {most} at most), otherwise it is 0 and the weapon is remembered. The damage {damage.address} is halved (rounded down) as many times as the resistance says and then comes off the HP word {hp.address}, floor 0.",
        f"w == last ? r = min(r + 1, {most}) : (r = 0, last = w); dmg >>= r; hp = max(hp - dmg, 0). w {weapon.address}, last {last.address}, r {resist.address}, dmg {damage.address}, hp word {hp.address}.",
        f"How do I stop players from spamming one attack? Attack id {weapon.address}, previous id {last.address}, repeat count {resist.address} (cap {most}, zero on a new attack). Damage byte {damage.address} is divided by two once per repeat (stored back), then subtracted from 16-bit health {hp.address} without underflow.",
        f"Write a blow against a cunning foe. The same weapon as last time, {weapon.address} against {last.address}, makes him warier ({resist.address} plus one, {most} is the most); another one takes him by surprise (0, and it's noted as the last). For each degree of wariness {damage.address} loses half of itself. What's left of it is subtracted from {hp.address}, two bytes that stop at zero.",
    )


def hit_is_capped(draw: Drawer) -> Made:
    damage, hp, taken, frame = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(8)
    cap, span = draw.rng.randrange(40, 400), draw.one(30, 60, 90)
    room = Algorithms(draw).own("room", 16)
    program = (
        If(check(frame, "==", 0), (put(taken, 0), put(frame, span))),
        less(frame),
        put(room, Saturating("subtract", Number(cap, 16), Read(taken), 0)),
        put(room, Binary("min", Read(room), Read(damage))),
        more(taken, room),
        put(hp, Saturating("subtract", Read(hp), Read(room), 0)),
    )
    return program, (
        f"A boss takes at most {cap} damage in {span} frames: when the frame count {frame.address} is 0, it is set to {span} and the sum {taken.address} to 0; then it drops by 1. Of the damage {damage.address} only what is missing to {cap} in the sum counts; it is added to the sum and subtracted from the HP {hp.address} (floor 0). Words except the count.",
        f"n == 0: sum = 0, n = {span}. --n; d = min(dmg, max({cap} - sum, 0)); sum += d; hp = max(hp - d, 0). n byte {frame.address}; dmg {damage.address}, sum {taken.address}, hp {hp.address} words.",
        f"How do I limit the damage per second on a raid boss? Window countdown {frame.address} ({span} frames, restarts together with the tally {taken.address}), limit {cap} per window. This frame's damage {damage.address} is cut to the rest of the limit, tallied and applied to {hp.address} (no underflow). 16-bit values, count is a byte and drops each call, after a restart too.",
        f"Write a routine against heroes that are too strong. Each period of {span} calls ({frame.address} counts it down, and one that finds it at zero begins a new period with nothing in {taken.address}) the giant can lose {cap} points. As much of {damage.address} as that allows goes from his {hp.address} and is put on record in {taken.address}; the rest has no effect. All but the count are two bytes; life ends at 0.",
    )


def slam_follows_late(draw: Drawer) -> Made:
    history = draw.array(8, draw.one(8, 12, 16))
    hero, hand, y, slam = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    floor, speed, near = draw.rng.randrange(0x90, 0xD0), draw.one(4, 6, 8), draw.one(8, 12, 16)
    program = (
        put(hand, at(history, Number(history.length - 1))),
        Shove(history, True, Read(hero)),
        If(
            Compared("<", Binary("distance", Read(hand), Read(hero)), Number(near)),
            (more_up_to(y, floor, speed), put(slam, 1)),
            (put(slam, 0),),
        ),
    )
    return program, (
        f"A giant hand hovers where the hero was {history.length} frames ago: the {where(history)} are his last x positions, newest first. The hand's x {hand.address} becomes the oldest one; then the list moves on by one with today's x {hero.address} in front. If the hand is less than {near} from the hero now (unsigned), it comes down: y {y.address} + {speed}, to {floor} at most, {slam.address} = 1. Else {slam.address} = 0.",
        f"hand = h[{history.length - 1}]; h = [hero] + h[:-1]; |hand - hero| < {near}: y = min(y + {speed}, {floor}), slam = 1; else slam = 0. h {where(history)}, hero {hero.address}, hand {hand.address}, y {y.address}, slam {slam.address}.",
        f"How do I make a boss hand track the player with a delay? Delay line {where(history)} (shift towards the end each frame, insert the player's x {hero.address} at the start); hand x {hand.address} = what falls out. Close enough (difference under {near}): fall {speed} lines, clamped at {floor} ({y.address}), flag {slam.address} 1, otherwise flag 0.",
        f"Write a routine for a fist that's always late. It knows {history.length} former columns of the hero (bytes at {history.address}, the latest first), goes to the last of them ({hand.address}), forgets that one and learns the present one, {hero.address}. Fewer than {near} columns from him it drops by {speed}, down to line {floor} ({y.address}), and reports 1 in {slam.address}; farther off it reports 0.",
    )


def beam_sweeps(draw: Drawer) -> Made:
    angle, way, hero, hp = draw.variable(8), draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(0x10, 0x40)
    high = low + draw.rng.randrange(0x40, 0x90)
    step, wide, hurt = draw.one(1, 2, 3), draw.one(4, 6, 8), draw.rng.randrange(1, 12)
    program = (
        If(check(way, "==", 0), (more(angle, step),), (less(angle, step),)),
        when(check(angle, ">=", high), put(way, 1)),
        when(check(angle, "<=", low), put(way, 0)),
        If(
            Compared("<", Binary("distance", Read(angle), Read(hero)), Number(wide)),
            (less_down_to(hp, 0, hurt),),
        ),
    )
    return program, (
        f"An eye's beam sweeps: its angle {angle.address} changes by {step} a frame, up for {way.address} = 0, down for 1 (bytes, mod 256). At {high} or more it will go down, at {low} or less up. The hero's angle is {hero.address}: less than {wide} from the beam costs him {hurt} HP ({hp.address}, floor 0). Unsigned.",
        f"a += dir ? -{step} : {step}; a >= {high}: dir = 1; a <= {low}: dir = 0; |a - hero| < {wide}: hp = max(hp - {hurt}, 0). a {angle.address}, dir {way.address} (0/1), hero {hero.address}, hp {hp.address}.",
        f"How do I swing a laser to and fro and hurt who is in it? Direction {way.address} (0 plus, 1 minus), angle byte {angle.address}, {step} per frame, turning points {low} and {high} (checked after the step, no clamping). Player's bearing {hero.address}, tolerance under {wide}, damage {hurt} to {hp.address}, saturating at zero.",
        f"Write a lighthouse that burns. The ray at {angle.address} turns by {step}, forwards if {way.address} is 0 and backwards if it's 1; having come to {high} or past it it'll turn back, and the same at {low}. Whoever stands at {hero.address}, fewer than {wide} units beside it, loses {hurt} of {hp.address} but never more than he has.",
    )


def arena_shrinks(draw: Drawer) -> Made:
    left, right, time, hero, hp = (
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
    )
    frames, least, hurt = draw.rng.randrange(20, 120), draw.rng.randrange(0x30, 0x60), draw.rng.randrange(1, 8)
    program = (
        more(time),
        If(
            check(time, ">=", frames),
            (
                put(time, 0),
                when(Compared(">", minus(right, left), Number(least)), more(left), less(right)),
            ),
        ),
        If(
            Either(check(hero, "<", left), check(hero, ">", right)),
            (less_down_to(hp, 0, hurt),),
        ),
    )
    return program, (
        f"The arena shrinks: every {frames} calls (counted in {time.address}; at {frames} or more it is 0 again) the left wall of fire {left.address} moves right by 1 and the right one {right.address} left by 1, if right minus left (mod 256) is more than {least}. A hero left of the left one or right of the right one ({hero.address}, unsigned) loses {hurt} HP ({hp.address}, floor 0) each call.",
        f"++t >= {frames}: t = 0, (r - l) & $FF > {least} -> ++l, --r. hero < l || hero > r: hp = max(hp - {hurt}, 0). t {time.address}, l {left.address}, r {right.address}, hero {hero.address}, hp {hp.address}.",
        f"How do I close in two walls of fire? Bounds {left.address} and {right.address}, clock {time.address} (raised each call, zeroed at {frames} or more, when they move), minimum width {least} (8-bit difference must be greater to go on). Outside of the bounds, after moving them: {hurt} damage per call to {hp.address}, not below zero; on a bound is safe. Player at {hero.address}.",
        f"Write the storm of a last battle. A clock {time.address} ticks; at tick {frames} (or later) it is reset, and the safe span from {left.address} to {right.address} loses a column on each side as long as its size, the difference as a byte, exceeds {least}. Then look where the hero {hero.address} is: outside the span, ends belong to it, he suffers {hurt} ({hp.address}, which stops at nothing).",
    )


def eats_minion(draw: Drawer) -> Made:
    minions = draw.array(8, draw.one(3, 4, 6))
    hp, hunger, most = draw.variable(8), draw.variable(8), draw.rng.randrange(100, 250)
    limit = draw.rng.randrange(20, 90)
    meal = Algorithms(draw).own("meal")
    program = (
        If(check(hp, ">=", limit), (Stop(),)),
        Set(meal, Extreme("max", minions, True)),
        If(check(at(minions, meal), "==", 0), (more_up_to(hunger, 255), Stop())),
        put(hp, Saturating("add", Read(hp), Read(at(minions, meal)), most)),
        put(at(minions, meal), 0),
    )
    return program, (
        f"Wounded (HP {hp.address} below {limit}) the boss eats his strongest minion: the largest of the {where(minions)} (their HP, the first of equals) is added to his own, {most} at most, and the minion is gone (0). If all are 0, his hunger {hunger.address} grows by 1 (255 at most) instead. From {limit} HP on nothing happens.",
        f"hp < {limit}: i = argmax(m); m[i] ? (hp = min(hp + m[i], {most}), m[i] = 0) : hunger = min(hunger + 1, 255). hp {hp.address}, m {where(minions)}, hunger {hunger.address}.",
        f"How do I let a boss heal by devouring a helper? Boss health {hp.address}, only under {limit}; helpers' health {where(minions)}, he takes the healthiest one (lower index on a tie), gets all of its points up to a total of {most}, it gets 0. No helper alive: saturating counter {hunger.address} + 1.",
        f"Write a cannibal king. With {limit} or more of {hp.address} he is content. With less he looks for the follower with the most life ({minions.length} bytes at {minions.address}; of several the first), swallows him, which leaves 0 there, and gains that life but no more than {most} in all. If there's no life in any of them, add one to {hunger.address}, which ends at 255.",
    )


def core_opens(draw: Drawer) -> Made:
    hits, open_time, hp, damage = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    need, frames = draw.rng.randrange(3, 10), draw.rng.randrange(60, 200)
    program = (
        If(
            check(open_time, "!=", 0),
            (less_down_to(hp, 0, damage), Stop()),
        ),
        more(hits),
        If(check(hits, ">=", need), (put(hits, 0), put(open_time, frames))),
    )
    return program, (
        f"Hit on an armoured boss: while his core is open (timer {open_time.address} not 0) the damage {damage.address} comes off {hp.address}, floor 0. Closed, hits only loosen the shell: {hits.address} + 1, and at {need} or more the count is 0 and the core opens for {frames} frames.",
        f"open {open_time.address}: hp = max(hp - dmg, 0). Else ++n, n >= {need}: n = 0, open = {frames}. hp {hp.address}, dmg {damage.address}, n {hits.address}.",
        f"How do I expose a weak point after {need} hits? Exposure timer {open_time.address} (zero = shut; somebody else counts it down), shell hits {hits.address}, health {hp.address}, damage {damage.address}. Shut: count, and at {need} or more open for {frames} and count from 0 again. Open: hurt, saturating at zero, no counting.",
        f"Write what a shot does to a walking fortress. If {open_time.address} is zero its gates are closed, so one more dent in {hits.address}; with {need} dents they spring open, which is {frames} in {open_time.address} and no dents any more. If it isn't zero the shot's {damage.address} points are taken from {hp.address}, no lower than none.",
    )


def weak_element_rotates(draw: Drawer) -> Made:
    time, weak, attack, damage = draw.variable(8), draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    frames = draw.rng.randrange(40, 200)
    masks = Table("ElementTable", "element", tuple(draw.rng.sample([1 << n for n in range(8)], 4)))
    program = (
        more(time),
        when(check(time, ">=", frames), put(time, 0), put(weak, masked(plus(weak, 1), 3))),
        If(
            Compared("!=", masked(attack, at(masks, weak)), Number(0)),
            (put(damage, Saturating("add", Read(damage), Read(damage), 255)),),
            (put(damage, Shifted(Read(damage), "right", 2)),),
        ),
    )
    return program, (
        f"A prism boss whose weakness goes round: each call counts in {time.address}; at {frames} or more it starts again at 0 and the weakness {weak.address} (0-3) moves on, after 3 comes 0. Then the attack: if its element bits {attack.address} contain that of the weakness ({listed(masks)} for 0 to 3), the damage {damage.address} doubles (255 at most), otherwise only a quarter of it (rounded down) is left.",
        f"++t >= {frames}: t = 0, w = (w + 1) & 3. dmg = a & [{listed(masks)}][w] ? min(2 * dmg, 255) : dmg >> 2. t {time.address}, w {weak.address} < 4, a {attack.address}, dmg {damage.address}.",
        f"How do I cycle a boss through four weaknesses? Timer byte {time.address} (raised each call, zeroed at {frames} or more), current one {weak.address} under 4, element masks {listed(masks)}, attack byte {attack.address}. Matching: damage byte {damage.address} times two with saturation; not matching: divided by four. The weakness moves before the damage is worked out.",
        f"Write a routine for a changing jewel. After every {frames} calls ({time.address}, cleared then) its colour {weak.address} goes to the next of four, in a circle. An attack with the colour's bit, one of {listed(masks)}, in {attack.address} does twice the {damage.address} points, though no more than $FF; every other attack does a fourth, whole points only. The new number goes back to {damage.address}.",
    )


def copies_hero(draw: Drawer) -> Made:
    dx, dy, x, y, mode = (
        draw.variable(8, signed=True), draw.variable(8, signed=True), draw.variable(8), draw.variable(8), draw.variable(8, below=3)
    )  # fmt: skip
    program = (
        Switch(
            Read(mode),
            (
                (0, (less(x, dx), more(y, dy))),
                (1, (more(x, dx), less(y, dy))),
                (2, (more(x, dy), more(y, dx))),
            ),
        ),
    )
    return program, (
        f"Shadow twin: it moves with the hero, whose step is {dx.address} across and {dy.address} down (signed). Mode {mode.address} 0: mirrored left to right (x {x.address} goes the other way); 1: mirrored up and down (y {y.address} goes the other way); 2: the steps change places. Bytes that wrap.",
        f"mode 0: x -= dx, y += dy; 1: x += dx, y -= dy; 2: x += dy, y += dx. mode {mode.address} < 3, dx {dx.address}, dy {dy.address}, x {x.address}, y {y.address}.",
        f"How do I make a boss mirror the player's movement? Player deltas {dx.address} (x) and {dy.address} (y), boss position {x.address}/{y.address}, 8-bit. Mode byte {mode.address}, below 3: 0 negates x, 1 negates y, 2 swaps both deltas.",
        f"Write Dark Link's feet. When Link takes a step of {dx.address} to the right and {dy.address} down, two's complement both, his double at ({x.address}, {y.address}) does so too, but in mode 0 ({mode.address}) to the left instead, in mode 1 up instead, and in mode 2 down by the first and right by the second number.",
    )


def hydra_regrows(draw: Drawer) -> Made:
    heads, timers = draw.slots(8, 8)
    fire, alive = draw.variable(8, below=2), draw.variable(8)
    health = draw.rng.randrange(4, 40)
    program = (
        put(alive, 0),
        Each(
            (heads, timers),
            (
                when(
                    Both(check(Here(heads), "==", 0), check(Here(timers), "!=", 0)),
                    If(
                        check(fire, "==", 1),
                        (put(Here(timers), 0),),
                        (less(Here(timers)), when(check(Here(timers), "==", 0), put(Here(heads), health))),
                    ),
                ),
                when(check(Here(heads), "!=", 0), more(alive)),
            ),
        ),
    )
    return program, (
        f"Hydra with {heads.length} heads (HP: {where(heads)}; stump timers: {where(timers)}): a cut-off head (HP 0) whose timer still runs (not 0) grows back: the timer drops by 1, and at 0 the head has {health} HP. With fire ({fire.address} = 1, else 0) the timer is set to 0 instead, and it will never grow. {alive.address} = number of heads with HP afterwards.",
        f"each: hp == 0 && t: fire ? t = 0 : (--t, t == 0 -> hp = {health}). {alive.address} = count(hp != 0). hp {where(heads)}; t {where(timers)}; fire {fire.address} (0/1).",
        f"How do I do regrowing heads that fire can stop? Health bytes {where(heads)}, regrow timers {where(timers)} (0 = nothing will grow). Dead with a timer: count down, back with {health} on reaching zero; torch flag {fire.address} 1 clears such timers without regrowth (0: no torch). Living heads in the end: {alive.address}.",
        f"Write a frame of Hercules' second labour. The monster's {heads.length} necks have life in the {where(heads)} and patience in the {where(timers)}. A lifeless neck with patience left is burnt if {fire.address} is 1, so its patience becomes 0; if {fire.address} is 0 it waits one frame less, and one that needn't wait any more gets a head of {health} points. Then say in {alive.address} how many necks have life.",
    )


def shield_hums_back(draw: Drawer) -> Made:
    shield, delay, hit, color = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    most, pause, step = draw.rng.randrange(60, 200), draw.rng.randrange(60, 200), draw.one(1, 2, 3)
    program = (
        put(shield, Saturating("subtract", Read(shield), Read(hit), 0)),
        If(
            check(hit, "!=", 0),
            (put(delay, pause),),
            (If(check(delay, "!=", 0), (less(delay),), (more_up_to(shield, most, step),)),),
        ),
        put(color, Shifted(Read(shield), "right", 6)),
    )
    return program, (
        f"Recharging shield: this frame's damage {hit.address} (0 for none) comes off the shield {shield.address}, floor 0. A frame with damage sets the delay {delay.address} to {pause}; one without lowers the delay by 1, or, if it is 0 already, charges the shield by {step} (to {most} at most). Its colour {color.address} is shield / 64 at the end.",
        f"s = max(s - hit, 0); hit ? d = {pause} : d ? --d : s = min(s + {step}, {most}); col = s >> 6. s {shield.address}, hit {hit.address}, d {delay.address}, col {color.address}.",
        f"How do I do a Halo-style shield for a boss? Shield byte {shield.address}, incoming damage {hit.address}, recharge delay {delay.address} ({pause} frames from the last damage), +{step} a frame after it, cap {most}, no underflow; palette number {color.address} = top two bits of the shield.",
        f"Write a frame of an energy barrier. It loses {hit.address}, but no more than it has. If that number isn't zero it is stunned for {pause} frames ({delay.address}). If it's zero a stunned barrier recovers by a frame, and one that isn't stunned gains {step} points, up to {most}. {shield.address} holds the points; shifted right by six they are the colour {color.address}.",
    )


def boss_drops_once(draw: Drawer) -> Made:
    beaten, boss, loot, again = draw.variable(16), draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    goods = draw.table(8)
    masks = Table("BossMaskTable", "boss mask", tuple(1 << n for n in range(8)), 16)
    spare = draw.rng.randrange(1, 0x40)
    program = (
        If(
            Compared("==", masked(beaten, at(masks, boss)), Number(0, 16)),
            (put(beaten, joined(beaten, at(masks, boss))), put(loot, at(goods, boss)), Stop()),
        ),
        put(loot, spare),
        more_up_to(again, 99),
    )
    return program, (
        f"Reward for boss {boss.address} (0-7): the first time (bit of that number in the word {beaten.address} clear) set the bit and give his treasure ({listed(goods)}), later only item {spare} and one more rematch in {again.address} (99 at most). The item goes to {loot.address}.",
        f"!(b >> n & 1): b |= 1 << n, loot = [{listed(goods)}][n]. Else loot = {spare}, again = min(again + 1, 99). b word {beaten.address}, n {boss.address} < 8, loot {loot.address}, again {again.address}.",
        f"How do I give a unique drop only on the first win? Boss index {boss.address} under 8, defeated bits in the 16-bit {beaten.address} (bit n = boss n), unique items {listed(goods)}, consolation item ${spare:02X}; result {loot.address}; rematch counter {again.address} up to 99.",
        f"Write the victory over guardian number {boss.address}, of which there are eight. Was he beaten before? His bit among the lower ones of {beaten.address} (two bytes, bit 0 for guardian 0) tells. If not, he leaves his own of {listed(goods)} and the bit is set. If so he leaves ${spare:02X}, and {again.address} counts one more, no further than 99. What he leaves is written to {loot.address}.",
    )


def rage_when_ignored(draw: Drawer) -> Made:
    distance, calm, speed, shots = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    far, limit, most = draw.rng.randrange(50, 160), draw.rng.randrange(30, 120), draw.rng.randrange(24, 64)
    slow = draw.one(4, 6, 8)
    program = (
        If(check(distance, "<", far), (put(calm, 0), put(speed, slow), Stop())),
        more_up_to(calm, limit),
        If(check(calm, "<", limit), (Stop(),)),
        more_up_to(speed, most),
        when(check(speed, "==", most), more(shots)),
    )
    return program, (
        f"A boss who hates being kited: with the hero nearer than {far} ({distance.address}) the count {calm.address} is 0 and the speed {speed.address} is {slow}. Farther away the count goes up by 1, to {limit} at most; once it is there the speed goes up by 1 each call, to {most} at most, and at {most} every call also adds a shot ({shots.address}, wraps).",
        f"d < {far}: n = 0, v = {slow}. Else n = min(n + 1, {limit}); n == {limit}: v = min(v + 1, {most}), v == {most} -> ++shots. d {distance.address}, n {calm.address}, v {speed.address}, shots {shots.address}.",
        f"How do I punish players who keep away from the boss? Distance {distance.address} (near: under {far}), patience counter {calm.address} with limit {limit}, speed {speed.address} from {slow} (reset when near) to {most}, and extra shots {shots.address} + 1 per call at top speed. Counters don't exceed their limits.",
        f"Write a minotaur that wants to fight. A hero fewer than {far} pixels away ({distance.address}) keeps him at pace {slow} ({speed.address}) and patient (0 in {calm.address}). From a coward he bears {limit} frames, counted up to that in {calm.address}; from the last of them on he runs faster by one each frame, {most} is the limit, and each frame at the limit he throws a stone, one more in {shots.address}.",
    )


RECIPES = (
    stage_triggers_once,
    learns_to_resist,
    hit_is_capped,
    slam_follows_late,
    beam_sweeps,
    arena_shrinks,
    eats_minion,
    core_opens,
    weak_element_rotates,
    copies_hero,
    hydra_regrows,
    shield_hums_back,
    boss_drops_once,
    rage_when_ignored,
)
