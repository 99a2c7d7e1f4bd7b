"""What enemies decide: to chase, flee, patrol, aim, sleep or call for help, and when new ones come."""

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
    Either,
    Extreme,
    Field,
    Fill,
    Here,
    If,
    Index,
    Item,
    Number,
    Read,
    Report,
    Saturating,
    Scaled,
    Set,
    Some,
    Stop,
    Switch,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, listed, more, more_up_to, put, size, where

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def chase(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    enemy, hero = draw.variable(width), draw.variable(width)
    speed = draw.rng.randrange(2, 9)
    near = Compared("<=", Binary("distance", Read(enemy), Read(hero)), Number(speed, width))
    program = (
        If(
            near,
            (put(enemy, Read(hero)),),
            (If(check(enemy, "<", Read(hero)), (more(enemy, speed),), (less(enemy, speed),)),),
        ),
    )
    return program, (
        f"Write a routine that lets an enemy chase the hero along one axis: the {size(enemy)} {enemy.address} moves {speed} pixels towards the {size(hero)} {hero.address}, and if it is {speed} or less away it lands exactly on it. Unsigned.",
        f"How do I home in on a target at {speed} a frame without overshooting? Chaser {enemy.address}, prey {hero.address}, {width}-bit unsigned coordinates.",
        f"if |{enemy.address} - {hero.address}| <= {speed}: {enemy.address} = {hero.address}; else {enemy.address} += ({enemy.address} < {hero.address}) ? {speed} : -{speed}. Unsigned {size(enemy)}s.",
        f"My ghost at {enemy.address} follows the player at {hero.address} ({width} bits each). It floats {speed} units per call in his direction; the last piece may be shorter, it never passes him.",
        f"{enemy.address} -> {hero.address}, step {speed}, stop when there, {size(enemy)} each.",
    )


def flee(draw: Drawer) -> Made:
    enemy, hero = draw.variable(16), draw.variable(16)
    fear, speed = draw.rng.randrange(24, 200), draw.rng.randrange(1, 5)
    close = Compared("<", Binary("distance", Read(enemy), Read(hero)), Number(fear, 16))
    away = If(check(enemy, "<", Read(hero)), (less(enemy, speed),), (more(enemy, speed),))
    return (If(close, (away,)),), (
        f"Write a routine that makes a shy creature run away: if its x ({enemy.address}) and the hero's ({hero.address}), unsigned words, are less than {fear} apart, it moves {speed} away from him. Standing on the same spot it goes right (+).",
        f"How do I code fleeing? Creature x: word {enemy.address}; hero x: word {hero.address}. Distance under {fear}: creature left of him - {speed}, otherwise + {speed}. At {fear} or farther it rests.",
        f"if |word[{enemy.address}] - word[{hero.address}]| < {fear}: word[{enemy.address}] += word[{enemy.address}] < word[{hero.address}] ? -{speed} : {speed}. May wrap.",
        f"The rabbit bolts whenever Link gets nearer than ${fear:02X} pixels, always to the side where he is not (to higher x if he is right on top). Its position: {enemy.address}, his: {hero.address}, 16 bits. {speed} px a call.",
    )


def patrol(draw: Drawer) -> Made:
    x, way = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(8, 80)
    high = low + draw.rng.randrange(30, 120)
    program = (
        If(
            check(way, "==", 0),
            (more(x), If(check(x, ">=", high), (put(way, 1),))),
            (less(x), If(check(x, "<=", low), (put(way, 0),))),
        ),
    )
    return program, (
        f"Write a routine for a guard who patrols between {low} and {high}: the byte {way.address} is 0 while he walks right. Then {x.address} goes up by 1, and at {high} or more he turns ({way.address} = 1). Otherwise it goes down by 1, and at {low} or less he turns back ({way.address} = 0).",
        f"How do I walk a sprite to and fro? x byte {x.address}, direction byte {way.address}: 0 = +1 until x >= {high}, then direction 1; nonzero = -1 until x <= {low}, then direction 0. Step first, check afterwards, unsigned.",
        f"if byte[{way.address}] == 0 {{ if ++byte[{x.address}] >= {high}: byte[{way.address}] = 1 }} else {{ if --byte[{x.address}] <= {low}: byte[{way.address}] = 0 }}.",
        f"A sentry on the wall paces from ${low:02X} to ${high:02X} and back, one step each call. He stands at {x.address}; which way he faces is in {way.address} (0: to the right, anything else: to the left). Having stepped onto or past the end he faces about: 1 at the right, 0 at the left.",
    )


def face_the_hero(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    enemy, hero, facing = draw.variable(width), draw.variable(width), draw.variable(8)
    left, right = draw.one((0, 1), (1, 0), (2, 3), (0x40, 0))
    program = (
        If(check(enemy, "==", Read(hero)), (Stop(),)),
        put(facing, Chosen(check(hero, "<", Read(enemy)), Number(left), Number(right))),
    )
    return program, (
        f"Write a routine that turns an enemy to the hero: {facing.address} becomes ${left:02X} (left) if the hero's x ({hero.address}) is smaller than the enemy's ({enemy.address}), ${right:02X} (right) if larger; on equal x the facing stays. Unsigned {size(enemy)}s.",
        f"How do I make a sprite look at the player? Sprite x {enemy.address}, player x {hero.address} ({width}-bit, unsigned). Direction byte {facing.address}: player to the left ${left:02X}, to the right ${right:02X}, same column: leave it.",
        f"x = {size(enemy)}[{enemy.address}], h = {size(hero)}[{hero.address}]: if h < x: byte[{facing.address}] = ${left:02X}; if h > x: byte[{facing.address}] = ${right:02X}.",
        f"Statues whose eyes follow you: compare {hero.address} (you) with {enemy.address} (statue), {width} bits. Smaller: ${left:02X} goes into {facing.address}. Larger: ${right:02X}. Exactly below it, the eyes keep their direction.",
    )


def aim_in_quadrant(draw: Drawer) -> Made:
    x, y, hx, hy, result = (draw.variable(8) for _ in range(5))
    across, down = draw.one((1, 2), (2, 1), (0x40, 0x80))
    value = Binary(
        "or",
        Chosen(check(hx, "<", Read(x)), Number(across), Number(0)),
        Chosen(check(hy, "<", Read(y)), Number(down), Number(0)),
    )
    return (put(result, value),), (
        f"Write a routine that tells in which quadrant the hero is, seen from a turret: ${across:02X} if he is left of it, plus ${down:02X} if he is above it, stored at {result.address}. Turret ({x.address}, {y.address}), hero ({hx.address}, {hy.address}), unsigned bytes, y grows downwards; equal counts as right and below.",
        f"How do I pick one of four diagonal shots? Bits for the byte {result.address}: ${across:02X} when hero x {hx.address} < own x {x.address}, ${down:02X} when hero y {hy.address} < own y {y.address}; all else 0.",
        f"byte[{result.address}] = (byte[{hx.address}] < byte[{x.address}] ? ${across:02X} : 0) | (byte[{hy.address}] < byte[{y.address}] ? ${down:02X} : 0).",
        f"The cannon at x {x.address}, y {y.address} aims roughly. If Link's x ({hx.address}) is below its own it takes ${across:02X}, if his y ({hy.address}) is below its own ${down:02X}; the sum of what applies goes to {result.address}. One byte each, unsigned.",
    )


def leash(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    x, home, state = draw.variable(width), draw.variable(width), draw.variable(8)
    limit = draw.rng.randrange(20, 100) if width == 8 else draw.rng.randrange(100, 900)
    back = draw.rng.randrange(1, 12)
    far = Compared(">", Binary("distance", Read(x), Read(home)), Number(limit, width))
    return (If(far, (put(state, back),)),), (
        f"Write a routine that keeps an enemy on a leash: if its position {x.address} is more than {limit} from its home {home.address} ({size(x)}s, unsigned, either side), its state {state.address} becomes {back} (go home).",
        f"How do I send a monster back that strayed too far? Position {x.address}, home {home.address}, {width} bits. Distance > {limit}: state byte {state.address} = ${back:02X}. At {limit} or nearer it may do what it likes.",
        f"if abs({x.address} - {home.address}) > {limit}: byte[{state.address}] = {back}. ({width}-bit, unsigned)",
        f"The watchdog's chain is {limit} units long. It is tied at {home.address} and stands at {x.address} ({size(x)} each). Pulled past the end of the chain, it changes to mood {back} in {state.address}.",
    )


def notice_hero(draw: Drawer) -> Made:
    x, y, hx, hy, alert = (draw.variable(8) for _ in range(5))
    wide, high = draw.rng.randrange(16, 90), draw.rng.randrange(16, 90)
    frames = draw.rng.randrange(40, 250)
    seen = Both(
        Compared("<", Binary("distance", Read(x), Read(hx)), Number(wide)),
        Compared("<", Binary("distance", Read(y), Read(hy)), Number(high)),
    )
    return (If(seen, (put(alert, frames),)),), (
        f"Write a routine that makes a guard notice the hero: if the x values {x.address} and {hx.address} differ by less than {wide} and the y values {y.address} and {hy.address} by less than {high} (unsigned bytes), the alarm {alert.address} is set to {frames}.",
        f"How do I trigger an alert when the player comes near? Guard ({x.address}, {y.address}), player ({hx.address}, {hy.address}). |dx| < {wide} and |dy| < {high}: alert timer {alert.address} = {frames}. Else untouched.",
        f"if |byte[{x.address}] - byte[{hx.address}]| < {wide} && |byte[{y.address}] - byte[{hy.address}]| < {high}: byte[{alert.address}] = ${frames:02X}.",
        f"My sentinel senses whoever enters the box around it: under {wide} pixels to the left or right and under {high} up or down. Then it stays alarmed for {frames} frames ({alert.address}). It sits at {x.address}, {y.address}; the intruder at {hx.address}, {hy.address}.",
    )


def calm_down(draw: Drawer) -> Made:
    level, timer = draw.variable(8), draw.variable(8)
    frames = draw.rng.randrange(30, 240)
    program = (
        If(check(level, "==", 0), (Stop(),)),
        less(timer),
        If(check(timer, "==", 0), (less(level), put(timer, frames))),
    )
    return program, (
        f"Write a routine that lets suspicion fade: unless the alert level {level.address} is 0, count the timer {timer.address} down; whenever it gets to 0 the level drops by 1 and the timer restarts at {frames}. At level 0 nothing is changed.",
        f"How do I lower an alarm level step by step? Level byte {level.address} (0 = calm, leave all as it is); timer byte {timer.address} -1 per call (0 wraps to 255), on reaching 0: level - 1, timer = {frames}.",
        f"if byte[{level.address}] != 0: if --byte[{timer.address}] == 0: --byte[{level.address}], byte[{timer.address}] = {frames}.",
        f"Wanted stars in {level.address}. As long as there are any, {timer.address} ticks (plain 8-bit decrement); each time it strikes zero one star goes out and the clock is wound to ${frames:02X} again.",
    )


def may_spawn(draw: Drawer) -> Made:
    states = draw.one(draw.slots, draw.records)(8)[0]
    count, gap, most = Algorithms(draw).own("count"), draw.variable(8), draw.rng.randrange(1, 4)
    distance = draw.rng.randrange(32, 160)
    program = (
        Set(count, Count(states, check(Here(states), "!=", 0))),
        Report(Both(check(count, "<", most + 1), check(gap, ">=", distance))),
    )
    return program, (
        f"Write a routine that says whether another enemy may appear: carry set if at most {most} of the {where(states)} are in use (not 0) and the hero's distance {gap.address} (byte) is {distance} or more; otherwise clear.",
        f"How do I limit spawning? States: {where(states)}, nonzero = alive. Allowed (carry set) only with {most} or fewer alive and byte {gap.address} >= {distance}. Not allowed: carry clear.",
        f"carry = count(state != 0) <= {most} && byte[{gap.address}] >= {distance}; states: {where(states)}.",
        f"A nest sends out a wasp if there are no more than {most} about and nobody is standing closer than {distance} ({gap.address}, unsigned byte). The wasps' slots are {where(states)}, empty = 0. Yes is carry set, no is carry clear.",
    )


def next_wave(draw: Drawer) -> Made:
    left, wave, size = draw.variable(8), draw.variable(8, below=draw.one(4, 5, 6, 8)), draw.variable(8)
    assert wave.below is not None
    table = draw.table(wave.below)
    last = wave.below - 1
    program = (
        If(check(left, "!=", 0), (Stop(),)),
        If(check(wave, "<", last), (more(wave),)),
        put(size, Read(Item(table, Read(wave)))),
    )
    return program, (
        f"Write a routine that starts the next wave once all enemies are gone: if the byte {left.address} is 0, raise the wave number {wave.address} (0 to {last}, stays at {last}) and store the size of that wave at {size.address}: {listed(table)} for wave 0, 1, 2 and so on.",
        f"How do I bring on wave after wave? Enemies left: {left.address}; only at 0 anything happens. Wave byte {wave.address}, always 0..{last}, + 1 unless it is {last}. Then {size.address} = entry of the new wave in {listed(table)}.",
        f"if byte[{left.address}] == 0: byte[{wave.address}] = min(byte[{wave.address}] + 1, {last}); byte[{size.address}] = [{listed(table)}][byte[{wave.address}]]. (wave <= {last})",
        f"Arena: {wave.below} waves with strengths {listed(table)}. With nobody left in {left.address} the gong sounds, {wave.address} moves on (the final wave, number {last}, repeats for ever; it is never more), and {size.address} receives the new strength.",
    )


def spawn_one_by_one(draw: Drawer) -> Made:
    waiting, timer, call = draw.variable(8), draw.variable(8), draw.variable(8)
    gap, value = draw.rng.randrange(10, 120), draw.rng.randrange(1, 256)
    program = (
        If(check(waiting, "==", 0), (Stop(),)),
        If(check(timer, "!=", 0), (less(timer), Stop())),
        less(waiting),
        put(timer, gap),
        put(call, value),
    )
    return program, (
        f"Write a routine that lets waiting enemies in one at a time: if {waiting.address} is 0 do nothing; else if the pause {timer.address} is not 0, lower it by 1 and be done; else one enters: {waiting.address} - 1, pause back to {gap}, and ${value:02X} into {call.address}.",
        f"How do I space out arrivals? Queue length {waiting.address}, pause timer {timer.address}, signal {call.address}, bytes. Empty queue: leave everything. Timer running: only tick it. Timer at 0: queue - 1, timer = {gap}, signal = ${value:02X}.",
        f"if q == 0: return; if t != 0: t -= 1, return; q -= 1; t = {gap}; byte[{call.address}] = ${value:02X}, where q = byte[{waiting.address}], t = byte[{timer.address}].",
        f"Zombies climb out of a grave with ${gap:02X} frames between them. {waiting.address} says how many are still below, {timer.address} counts the break down. When it is over (0) and somebody waits, note ${value:02X} at {call.address}, take him off the number and begin a new break.",
    )


def keep_formation(draw: Drawer) -> Made:
    leader = draw.variable(16)
    place = draw.array(16, draw.one(3, 4, 5, 6, 8))
    gap = draw.one(8, 12, 16, 16, 20, 24)
    first = draw.one(0, 1)
    number = Binary("add", Index(), Number(1)) if first else Index()
    behind = Binary("subtract", Read(leader), Scaled(Widened(number), gap))
    return (Each((place,), (put(Here(place), behind),)),), (
        f"Write a routine that lines {place.length} followers up behind their leader: follower i (from 0) stands at leader - {gap} * {'(i + 1)' if first else 'i'}, with the leader's x in the word {leader.address} and the followers' in {where(place)}.",
        f"How do I keep a column of soldiers {gap} pixels apart? Leader: word {leader.address}. Followers: {where(place)}; the first is {gap if first else 0} behind the leader, each further one {gap} more. 16-bit, wraps.",
        f"word[{place.address} + 2 * i] = word[{leader.address}] - {gap} * {'(i + 1)' if first else 'i'}, i = 0..{place.length - 1}.",
        f"Ducklings! Mother is at {leader.address} (two bytes). Put her {place.length} children, {where(place)}, to her left: {'one gap of ' + str(gap) + ' for the first' if first else 'the first right where she is'}, and {gap} from each to the next.",
    )


def spread_alarm(draw: Drawer) -> Made:
    alarm = draw.array(8, draw.one(4, 6, 8, 10, 12))
    value = draw.one(0xFF, 0x80, 60, 120, draw.rng.randrange(1, 256))
    mask = draw.one(0x80, 0x40, 1)
    called = Some(alarm, Bits(Read(Here(alarm)), mask, "any"))
    return (If(called, (Fill(alarm, Number(value)),)),), (
        f"Write a routine that spreads the alarm: if at least one of the {alarm.length} guards (alarm bytes from {alarm.address}) has mask ${mask:02X} set, all {alarm.length} bytes become ${value:02X}.",
        f"How do I alert all guards when one shouts? Alarm values: {where(alarm)}; ${mask:02X} in any of them = shouting. Then write ${value:02X} to every one; nobody shouts: no change.",
        f"if any(a[i] & ${mask:02X}): a[0..{alarm.length - 1}] = ${value:02X}, a = {where(alarm)}.",
        f"One goblin blows the horn (bit mask ${mask:02X} in his byte) and the whole camp wakes: each of the {where(alarm)} is set to ${value:02X}. Without a horn they sleep on.",
    )


def choose_behaviour(draw: Drawer) -> Made:
    health, distance, state = draw.variable(8), draw.variable(8), draw.variable(8)
    weak, reach = draw.rng.randrange(3, 30), draw.rng.randrange(20, 120)
    run, fight, stroll = draw.rng.sample(range(8), 3)
    value = Chosen(
        check(health, "<", weak),
        Number(run),
        Chosen(check(distance, "<", reach), Number(fight), Number(stroll)),
    )
    return (put(state, value),), (
        f"Write a routine that picks an enemy's behaviour: with health {health.address} below {weak} it flees ({run}), otherwise with the hero's distance {distance.address} below {reach} it attacks ({fight}), otherwise it strolls ({stroll}). The number goes to {state.address}; bytes, unsigned.",
        f"How do I decide between fleeing, fighting and wandering? HP byte {health.address} < {weak}: state {run}. Else distance byte {distance.address} < {reach}: state {fight}. Else: state {stroll}. State byte: {state.address}.",
        f"byte[{state.address}] = hp < {weak} ? {run} : dist < {reach} ? {fight} : {stroll}; hp = byte[{health.address}], dist = byte[{distance.address}].",
        f"The wolf's mind: badly hurt (fewer than {weak} points in {health.address}) it runs whatever happens, mood {run}. Healthy and near prey ({distance.address} under ${reach:02X}) it bites, mood {fight}. Else it roams, mood {stroll}. Mood is kept in {state.address}.",
    )


def wake_those_near(draw: Drawer) -> Made:
    place, state = draw.slots(8, 8)
    hero, reach, awake = draw.variable(8), draw.rng.randrange(12, 80), draw.rng.randrange(1, 256)
    close = Compared("<", Binary("distance", Read(Here(place)), Read(hero)), Number(reach))
    asleep = check(Here(state), "==", 0)
    return (Each((place, state), (If(Both(asleep, close), (put(Here(state), awake),)),)),), (
        f"Write a routine that wakes sleepers: every enemy whose state ({where(state)}) is 0 and whose x ({where(place)}) is less than {reach} from the hero's x ({hero.address}, unsigned) gets state ${awake:02X}.",
        f"How do I activate enemies near the player? Positions: {where(place)}. States: {where(state)}, 0 = asleep. Player: byte {hero.address}. |x - player| < {reach} turns a 0 into ${awake:02X}; other states never change.",
        f"for i in 0..{place.length - 1}: if s[i] == 0 and |x[i] - byte[{hero.address}]| < {reach}: s[i] = ${awake:02X}. x: {where(place)}; s: {where(state)}.",
        f"Bats hang from the ceiling until Link (x in {hero.address}) passes within {reach - 1} pixels. {place.length} bats; where they hang: {where(place)}; what they do: {where(state)}. Only hanging ones, 0, start to fly, ${awake:02X}.",
    )


def nearest_enemy(draw: Drawer) -> Made:
    [place] = draw.slots(8)
    gaps = draw.array(8, place.length)
    hero, target = draw.variable(8), draw.variable(8)
    program = (
        Each((place, gaps), (put(Here(gaps), Binary("distance", Read(Here(place)), Read(hero))),)),
        Set(target, Extreme("min", gaps, index=True)),
    )
    return program, (
        f"Write a routine that locks onto the nearest enemy: write each one's distance |x - {hero.address}| (x: {where(place)}; unsigned) into the {where(gaps)}, and the number of the smallest, the first if several, into {target.address}.",
        f"How do I auto-target the closest of {place.length} sprites? Their x: {where(place)}. Mine: byte {hero.address}. I keep the absolute differences ({where(gaps)}) and want the index of the least in {target.address}; ties: lowest index.",
        f"d[i] = |x[i] - byte[{hero.address}]|; byte[{target.address}] = first argmin d. x: {where(place)}; d: {where(gaps)}.",
        f"The hookshot snaps to whoever is next to me ({hero.address}). First fill the list of ranges, {where(gaps)}, from the positions, {where(place)}; then put the slot with the shortest range into {target.address}, the earlier slot in case of a draw.",
    )


def turn_at_obstacle(draw: Drawer) -> Made:
    facing, contact = draw.variable(8, below=4), draw.variable(8)
    order = draw.one((1, 2, 3, 0), (3, 0, 1, 2), (2, 3, 0, 1), (1, 0, 3, 2))
    blocked = check(contact, "!=", 0)
    cases = tuple((now, (put(facing, after),)) for now, after in enumerate(order))
    text = ", ".join(f"{now} -> {after}" for now, after in enumerate(order))
    return (If(blocked, (Switch(Read(facing), cases),)),), (
        f"Write a routine that turns a walker at walls: if the contact byte {contact.address} is not 0, its direction {facing.address} (0 to 3) changes {text}.",
        f"How do I let an enemy pick a new direction when it bumps into something? Bump: byte {contact.address} nonzero. Direction byte {facing.address}, always 0-3: {text}. No bump: straight on.",
        f"if byte[{contact.address}] != 0: byte[{facing.address}] = [{', '.join(map(str, order))}][byte[{facing.address}]]. Direction < 4.",
        f"A mechanical mouse turns when its nose hits something ({contact.address} is anything but 0). Compass in {facing.address}, values 0..3, mapped {text}.",
    )


def time_to_shoot(draw: Drawer) -> Made:
    frame, state = draw.variable(8), draw.variable(8)
    bits, aiming = draw.rng.randrange(3, 7), draw.rng.randrange(1, 10)
    ready = Both(check(state, "==", aiming), Compared("==", Field(Read(frame), 0, bits), Number(0)))
    return (Report(ready),), (
        f"Write a routine that tells an archer when to shoot: carry set if his state {state.address} is {aiming} and the frame counter {frame.address} is a multiple of {1 << bits}; clear otherwise.",
        f"How do I fire every {1 << bits} frames, but only in state {aiming}? Counter byte {frame.address}, state byte {state.address}; answer in the carry (set = fire now).",
        f"carry = byte[{state.address}] == {aiming} && (byte[{frame.address}] & ${(1 << bits) - 1:02X}) == 0.",
        f"The turret is synchronised to the clock at {frame.address}: when its lower {bits} bits are all zero, and {state.address} holds {aiming}, it lets go. I branch on the carry: set for a shot, clear for none.",
    )


def steer_shot(draw: Drawer) -> Made:
    place, target, speed = draw.variable(8), draw.variable(8), draw.variable(8)
    most = draw.rng.randrange(4, 40)
    program = (
        If(
            check(place, "<", Read(target)),
            (If(check(speed, "<", most, signed=True), (more(speed),)),),
            (If(check(speed, ">", -most, signed=True), (less(speed),)),),
        ),
    )
    return program, (
        f"Write a routine that steers a missile: if its x {place.address} is less than the target's {target.address} (unsigned), its signed speed {speed.address} rises by 1 while it is below {most}; otherwise it falls by 1 while it is above -{most}.",
        f"How do I write a homing shot with limited speed? Bytes: position {place.address}, target {target.address}, velocity {speed.address} (two's complement, -{most} to {most}). Target ahead (position < target, unsigned): +1 if velocity < {most}. Else: -1 if velocity > -{most}.",
        f"if byte[{place.address}] < byte[{target.address}]: v += (v < {most}); else v -= (v > -{most}); v = signed byte[{speed.address}].",
        f"The seeker's thrust {speed.address} (signed) leans one unit a call to the side where the prey is: up when {place.address} lies under {target.address}, down when not. A thrust that has got to {most} or beyond grows no more, likewise -{most} on the other side.",
    )


def in_sight(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    x, hx, facing = draw.variable(width), draw.variable(width), draw.variable(8)
    left = draw.one(0, 1, 0x80)
    sees = Either(
        Both(check(facing, "==", left), check(hx, "<", Read(x))),
        Both(check(facing, "!=", left), check(hx, ">=", Read(x))),
    )
    return (Report(sees),), (
        f"Write a routine that checks whether a guard looks towards the hero: facing {facing.address} is ${left:02X} for left, anything else for right. Carry set if he looks left and the hero's x {hx.address} is less than his {x.address}, or right and it is not less; else clear. Unsigned {size(x)}s.",
        f"How do I know if the player is in front of an enemy? Enemy x {x.address}, player x {hx.address} ({width}-bit unsigned), direction byte {facing.address}: ${left:02X} left, others right. Front: carry set (same x counts for right). Behind: carry clear.",
        f"carry = (byte[{facing.address}] == ${left:02X}) == ({size(hx)}[{hx.address}] < {size(x)}[{x.address}]), unsigned.",
        f"Sneaking up works from behind only. He stands at {x.address}, I at {hx.address} ({width} bits); with ${left:02X} in {facing.address} he watches everything at a smaller x, else everything at the same or a larger x. Seen: SEC. Unseen: CLC.",
    )


def hear_noise(draw: Drawer) -> Made:
    noise, distance, state = draw.variable(8), draw.variable(8), draw.variable(8)
    heard, least = draw.rng.randrange(1, 16), draw.rng.randrange(4, 40)
    loud = Compared(">=", Saturating("subtract", Read(noise), Read(distance), 0), Number(least))
    return (If(loud, (put(state, heard),)),), (
        f"Write a routine for hearing: noise {noise.address} loses one unit per unit of distance {distance.address} (not below 0). If at least {least} arrives, the guard's state {state.address} becomes {heard}. Bytes.",
        f"How do I let guards hear footsteps? Loudness at the ear = max(byte {noise.address} - byte {distance.address}, 0). {least} or louder: state byte {state.address} = {heard}; quieter: no change.",
        f"if max(byte[{noise.address}] - byte[{distance.address}], 0) >= {least}: byte[{state.address}] = ${heard:02X}.",
        f"A pot breaks with the loudness in {noise.address}; the soldier is {distance.address} away, which is subtracted (silence is 0, no less). From {least} upward he pricks up his ears: {heard} into {state.address}.",
    )


def pick_attack(draw: Drawer) -> Made:
    luck, last, attack = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(2, 2, 3)
    table = draw.table(1 << bits)
    low = draw.one(0, 0, 8 - bits)
    pick = Item(table, Field(Read(luck), low, bits))
    how = f"its {'lowest' if low == 0 else 'highest'} {bits} bits"
    program = (put(last, Read(attack)), put(attack, Read(pick)))
    return program, (
        f"Write a routine that draws the boss's next attack: keep the current one {attack.address} in {last.address}, then take the entry of {listed(table)} that the random byte {luck.address} picks by {how} and store it at {attack.address}.",
        f"How do I choose among {1 << bits} attacks at random? Random byte {luck.address} ({how} are the index), attacks {listed(table)}, chosen one to {attack.address}; the former one is moved to {last.address} first.",
        f"byte[{last.address}] = byte[{attack.address}]; byte[{attack.address}] = [{listed(table)}][{'byte[' + str(luck.address) + '] & $' + format((1 << bits) - 1, '02X') if low == 0 else 'byte[' + str(luck.address) + '] >> ' + str(low)}].",
        f"The sorcerer has {1 << bits} spells: {listed(table)}. Dice in {luck.address}, of which {how} count, from 0. What he cast before goes to {last.address}, what he casts now to {attack.address}.",
    )


def forget_far_ones(draw: Drawer) -> Made:
    place, state = draw.slots(16, 8)
    camera, limit = draw.variable(16), draw.one(320, 384, 400, 512, 640)
    far = Compared(">", Binary("distance", Read(Here(place)), Read(camera)), Number(limit, 16))
    return (Each((place, state), (If(far, (put(Here(state), 0),)),)),), (
        f"Write a routine that forgets enemies far from the camera: where |x - camera| is more than {limit} (x: {where(place)}; camera: word {camera.address}; unsigned), the state of that slot ({where(state)}) becomes 0.",
        f"How do I unload sprites out of range? x: {where(place)}. State: {where(state)}. Camera word {camera.address}. A difference above {limit} in either direction frees the slot (0).",
        f"for each i of {place.length}: if |x[i] - word[{camera.address}]| > {limit}: s[i] = 0; x: {where(place)}; s: {where(state)}.",
        f"Performance: whoever is over {limit} pixels off {camera.address} (16 bits) may vanish. Go through the {place.length} slots, positions {where(place)}, and zero the matching one of the {where(state)}.",
    )


def sleep_and_recover(draw: Drawer) -> Made:
    [health, state] = draw.slots(8, 8)
    asleep, amount, most = draw.rng.randrange(1, 9), draw.rng.randrange(1, 9), draw.one(50, 99, 128, 200, 255)
    heal = more_up_to(Here(health), most, amount)
    return (Each((health, state), (If(check(Here(state), "==", asleep), (heal,)),)),), (
        f"Write a routine that lets resting enemies recover: each of the {health.length} whose state ({where(state)}) is {asleep} regains {amount} health ({where(health)}), to {most} at most. The others keep what they have.",
        f"How do I regenerate only enemies in state {asleep}? States: {where(state)}. HP: {where(health)}. +{amount} with a ceiling of {most}.",
        f"if s[i] == {asleep}: hp[i] = min(hp[i] + {amount}, {most}), i = 0..{health.length - 1}; s: {where(state)}; hp: {where(health)}.",
        f"Trolls sleep off their wounds. Sleeping is {asleep} among the {where(state)}; a nap of one call is worth {amount} points in the same troll's entry of the {where(health)}, and {most} is fit as a fiddle.",
    )


def danger_music(draw: Drawer) -> Made:
    alive, boss, song = draw.variable(8), draw.variable(8), draw.variable(8)
    calm, fight, big = draw.rng.sample(range(1, 40), 3)
    value = Chosen(check(boss, "!=", 0), Number(big), Chosen(check(alive, "!=", 0), Number(fight), Number(calm)))
    return (put(song, value),), (
        f"Write a routine that selects the music: ${big:02X} if a boss is there ({boss.address} not 0), else ${fight:02X} if there are enemies ({alive.address} not 0), else ${calm:02X}; store the song at {song.address}.",
        f"How do I switch between calm, battle and boss themes? Boss flag {boss.address}, enemy count {alive.address}, song number {song.address}, bytes. Boss: ${big:02X}; only enemies: ${fight:02X}; neither: ${calm:02X}.",
        f"byte[{song.address}] = byte[{boss.address}] ? ${big:02X} : byte[{alive.address}] ? ${fight:02X} : ${calm:02X}.",
        f"The band plays {calm} in peace, {fight} as long as {alive.address} counts anybody hostile, and {big} whenever {boss.address} is nonzero, which outranks the rest. Number of the tune: {song.address}.",
    )


def count_band(draw: Drawer) -> Made:
    place = draw.one(draw.slots, draw.records)(8)[0]
    found = draw.variable(8)
    low = draw.rng.randrange(20, 120)
    high = low + draw.rng.randrange(20, 90)
    return (Set(found, Count(place, Between(Read(Here(place)), low, high))),), (
        f"Write a routine that counts how many enemies stand in the trap zone: x ({where(place)}) from {low} to {high}, both included; the number goes to {found.address}.",
        f"How do I count the sprites in a strip of the screen? x values: {where(place)}, unsigned; strip {low} <= x <= {high}; result byte {found.address}.",
        f"byte[{found.address}] = #{{i : {low} <= x[i] <= {high}}}, x: {where(place)}.",
        f"The net falls on everything between ${low:02X} and ${high:02X} inclusive. I need to know how many of my {place.length} crabs ({where(place)}) it catches; put that into {found.address}.",
    )


RECIPES = (
    chase,
    flee,
    patrol,
    face_the_hero,
    aim_in_quadrant,
    leash,
    notice_hero,
    calm_down,
    may_spawn,
    next_wave,
    spawn_one_by_one,
    keep_formation,
    spread_alarm,
    choose_behaviour,
    wake_those_near,
    nearest_enemy,
    turn_at_obstacle,
    time_to_shoot,
    steer_shot,
    in_sight,
    hear_noise,
    pick_attack,
    forget_far_ones,
    sleep_and_recover,
    danger_music,
    count_band,
)
