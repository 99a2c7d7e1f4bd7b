"""Several cases of which exactly one applies: the first that holds, by ranges, flags and priorities, with a default."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Half,
    Read,
    Shifted,
    Stop,
    Switch,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    less,
    less_down_to,
    masked,
    minus,
    more,
    put,
    toggled,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pose_of_hero(draw: Drawer) -> Made:
    swim, shake = draw.variable(8, below=2), draw.variable(8, below=2)
    health, speed, pose = (draw.variable(8, below=draw.one(21, 41)), draw.variable(8), draw.variable(8))
    h, w, s, v, p = addresses(health, swim, shake, speed, pose)
    top = (health.below or 1) - 1
    codes = draw.rng.sample(range(1, 0x40), 5)
    fast, weak = draw.rng.randrange(40, 160), draw.rng.randrange(3, 12)
    program = (
        ladder(
            (check(health, "<", weak), (put(pose, codes[0]),)),
            (check(shake, "!=", 0), (put(pose, codes[1]),)),
            (check(swim, "!=", 0), (put(pose, codes[2]),)),
            (check(speed, ">=", fast), (put(pose, codes[3]),)),
            otherwise=(put(pose, codes[4]),),
        ),
    )
    a, b, c, d, e = (f"${code:02X}" for code in codes)
    return program, (
        f"Write a routine that chooses the hero's pose {p} by the first of these that applies: health {h} (0 to {top}) is below {weak}: {a}; the stun flag {s} (0 or 1) is 1: {b}; the water flag {w} (0 or 1) is 1: {c}; the speed {v} is {fast} or more: {d}; otherwise {e}.",
        f"Pose {p}: weak ({h} < {weak}) {a} > stunned ({s}, 0/1) {b} > swimming ({w}, 0/1) {c} > running ({v} >= {fast}) {d} > standing {e}. Highest priority wins.",
        f"byte[{p}] = byte[{h}] < {weak} ? {a} : byte[{s}] ? {b} : byte[{w}] ? {c} : byte[{v}] >= {fast} ? {d} : {e}; the middle two are 0 or 1, {h} at most {top}.",
        f"Which animation does he get? {e} is the default. Running ({v} at {fast} or above) makes it {d}, but in water ({w} is 1, else 0) it is {c} whatever his speed, a stun ({s}, 1 or 0 too) shows {b} even there, and with less than {weak} health ({h}, never over {top}) it's always {a}. Animation number: {p}.",
    )


def greeting_by_deeds(draw: Drawer) -> Made:
    flags, rank, debt, line = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(16)
    much = draw.rng.randrange(50, 900)
    f, r, d, m = addresses(flags, rank, debt, line)
    bit, level = draw.rng.randrange(8), draw.rng.randrange(2, 40)
    lines = draw.rng.sample(range(0x100, 0x600), 4)
    program = (
        ladder(
            (check(debt, ">=", much), (put(line, lines[0]),)),
            (Bits(Read(flags), 1 << bit, "any"), (put(line, lines[1]),)),
            (check(rank, ">=", level), (put(line, lines[2]),)),
            otherwise=(put(line, lines[3]),),
        ),
    )
    a, b, c, e = (f"${one:04X}" for one in lines)
    return program, (
        f"Write a routine that picks the shopkeeper's line (word {m}): {a} if the debt word {d} is {much} or more; else {b} if bit {bit} of {f} is set; else {c} if the rank {r} is at least {level}; else {e}.",
        f"message word {m} <- debt {d} (16 bits) >= {much}: {a}; bit {bit} of {f}: {b}; rank {r} >= {level}: {c}; none of these: {e}. Test in this order.",
        f"word[{m}] = word[{d}] >= {much} ? {a} : byte[{f}] & ${1 << bit:02X} ? {b} : byte[{r}] >= {level} ? {c} : {e}.",
        f"He says {e} to strangers, {c} to people of rank {level} and up ({r}), {b} to whoever saved his daughter (bit {bit} in {f}), of whatever rank, and {a} to everybody who owes him {much} or more ({d}, two bytes), saviour or not. The message number is 16 bits, {m}.",
    )


def jump_force_by_ground(draw: Drawer) -> Made:
    ground, boots, force = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    g, b, f = addresses(ground, boots, force)
    codes = draw.rng.sample(range(1, 0x30), 3)
    forces = draw.rng.sample(range(0x10, 0x60), 4)
    extra = draw.rng.randrange(4, 24)
    program = (
        Switch(
            Read(ground),
            tuple((code, (put(force, strength),)) for code, strength in zip(codes, forces, strict=False)),
            (put(force, forces[3]),),
        ),
        when(check(boots, "!=", 0), more(force, extra)),
    )
    told = ", ".join(f"${code:02X} {strength}" for code, strength in zip(codes, forces, strict=False))
    pairs = ", ".join(f"${code:02X}: {strength}" for code, strength in zip(codes, forces, strict=False))
    return program, (
        f"Write a routine that sets the jump force {f} by the ground type {g} ({told}; any other type {forces[3]}) and then adds {extra} if the boots byte {b} (0 or 1) is 1.",
        f"Jump force {f}: switch on {g}: {told}, default {forces[3]}; with boots ({b} = 1, otherwise 0) +{extra}.",
        f"byte[{f}] = {{{pairs}, else: {forces[3]}}}[byte[{g}]] + (byte[{b}] ? {extra} : 0); byte[{b}] is 0 or 1.",
        f"How high he jumps depends on what he stands on, {g}. Three kinds are special (type and force: {told}), everywhere else it is {forces[3]}. The spring boots, when he wears them ({b} is 1 then, else 0), give {extra} more on any ground. Write the force to {f}.",
    )


def damage_class(draw: Drawer) -> Made:
    damage, armor, lost, sound = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    d, a, n, s = addresses(damage, armor, lost, sound)
    sounds = draw.rng.sample(range(1, 0x40), 4)
    big = draw.rng.randrange(20, 90)
    rest = Algorithms(draw).own("rest")
    program = (
        ladder(
            (check(damage, "==", 0), (put(lost, 0), put(sound, sounds[0]))),
            (check(damage, "<=", armor), (put(lost, 1), put(sound, sounds[1]))),
            otherwise=(
                put(rest, minus(damage, armor)),
                put(lost, rest),
                put(sound, either(check(rest, "<", big), sounds[2], sounds[3])),
            ),
        ),
    )
    a0, a1, a2, a3 = (f"${one:02X}" for one in sounds)
    return program, (
        f"Write a routine that works out a blow: damage {d}, armour {a}. No damage (0): {n} = 0 and sound {s} = {a0}. Damage not above the armour: {n} = 1, sound {a1}. Above it: {n} = damage - armour, with sound {a2} if that is below {big}, {a3} if not.",
        f"d = {d}, a = {a}: d == 0 -> ({n}, {s}) = (0, {a0}); d <= a -> (1, {a1}); else (d - a, d - a < {big} ? {a2} : {a3}). Bytes, unsigned.",
        f"loss {n} / sound {s}: miss 0/{a0}, glancing 1/{a1}, hit (d - a)/{a2}, heavy hit (from {big}) (d - a)/{a3}; d = byte[{d}], a = byte[{a}].",
        f"An attack of {d} meets armour of {a}. If it never had any force, nothing is lost and {a0} is heard. If the armour is as strong or stronger, a single point gets through with {a1}. Otherwise what the armour leaves over is lost, and it sounds like {a2}, or {a3} from {big} points on. Points lost: {n}; sound number: {s}.",
    )


def slope_of_floor(draw: Drawer) -> Made:
    tile, x, height = draw.variable(8), draw.variable(16), draw.variable(8)
    t, px, h = addresses(tile, x, height)
    first = draw.one(0x40, 0x60, 0x80, 0xA0)
    inside = masked(Half(Read(x), False), 15)
    program = (
        Switch(
            Read(tile),
            (
                (first, (put(height, inside),)),
                (first + 1, (put(height, minus(15, inside)),)),
                (first + 2, (put(height, Shifted(inside, "right", 1)),)),
                (first + 3, (put(height, 15),)),
            ),
            (put(height, 0),),
        ),
    )
    return program, (
        f"Write a routine that gives the floor's height {h} within a 16-pixel tile. With p the low four bits of the x position word {px}: tile {t} = ${first:02X} gives p, ${first + 1:02X} gives 15 - p, ${first + 2:02X} gives p / 2 (rounded down), ${first + 3:02X} gives 15, any other tile 0.",
        f"Height {h} by tile byte {t}, p = word {px} & 15: ${first:02X} p; ${first + 1:02X} 15 - p; ${first + 2:02X} p >> 1; ${first + 3:02X} 15; default 0.",
        f"p = word[{px}] & 15; byte[{h}] = ({{${first:02X}: p, ${first + 1:02X}: 15 - p, ${first + 2:02X}: p >> 1, ${first + 3:02X}: 15}}).get(byte[{t}], 0).",
        f"My slopes: tile ${first:02X} climbs to the right one pixel a pixel, ${first + 1:02X} falls the same way from 15, ${first + 2:02X} climbs half as steeply, ${first + 3:02X} is a full block. Where in the tile he stands is the lower nibble of his x ({px}, 16 bits), the tile is in {t}. I want the ground's height at {h}; other tiles have none, so 0.",
    )


def wind_by_weather_and_hour(draw: Drawer) -> Made:
    weather, hour, wind = draw.variable(8, below=4), draw.variable(8, below=24), draw.variable(8, signed=True)
    e, h, w = addresses(weather, hour, wind)
    storm, gale = draw.rng.sample(range(1, 4), 2)
    a, b, c, d = draw.rng.sample(range(1, 40), 4)
    late = draw.rng.randrange(16, 22)
    program = (
        ladder(
            (check(weather, "==", storm), (put(wind, -a),)),
            (check(weather, "==", gale), (put(wind, either(check(hour, ">=", late), -b, b)),)),
            (check(hour, "<", 6), (put(wind, 0),)),
            (check(hour, "<", late), (put(wind, c),)),
            otherwise=(put(wind, -d),),
        ),
    )
    return program, (
        f"Write a routine that sets the signed wind {w} by the weather {e} (0-3) and the hour {h} (0-23): weather {storm}: -{a}; weather {gale}: -{b} from hour {late} on and {b} before; other weather: 0 before hour 6, {c} from 6 until before {late}, -{d} from {late} on.",
        f"Wind {w} (s8). weather {e} (0-3) == {storm}: -{a}. == {gale}: hour {h} >= {late} ? -{b} : {b}. Else by hour: <6: 0, <{late}: {c}, rest: -{d}. Hour below 24.",
        f"byte[{w}] = e == {storm} ? -{a} : e == {gale} ? (h >= {late} ? -{b} : {b}) : h < 6 ? 0 : h < {late} ? {c} : -{d}; e = byte[{e}] < 4, h = byte[{h}] < 24.",
        f"Off my coast the wind (signed byte {w}) follows the clock: still until six, {c} by day, {d} the other way (negative) from {late} o'clock. A storm, weather {storm}, blows -{a} at any time; a gale, weather {gale}, is {b} strong and turns negative at {late} like the rest. Weather is {e} (0 to 3), hour {h} (0 to 23).",
    )


def drop_by_need(draw: Drawer) -> Made:
    health, ammo, purse, drop = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    h, a, p, d = addresses(health, ammo, purse, drop)
    low, few, poor = draw.rng.randrange(4, 40), draw.rng.randrange(2, 12), draw.rng.randrange(20, 400)
    items = draw.rng.sample(range(1, 0x60), 3)
    i, j, k = items
    program = (
        ladder(
            (check(health, "<", low), (put(drop, i),)),
            (check(ammo, "<", few), (put(drop, j),)),
            (check(purse, "<", poor), (put(drop, k),)),
            otherwise=(put(drop, 0),),
        ),
    )
    return program, (
        f"Write a routine that decides what an enemy drops ({d}): item {i} if the health {h} is below {low}; failing that {j} if the ammo {a} is below {few}; failing that {k} if the purse (word {p}) is below {poor}; otherwise nothing, 0.",
        f"Mercy drop -> {d}: health {h} < {low}: {i}; else ammo {a} < {few}: {j}; else money word {p} < {poor}: {k}; else 0?",
        f"byte[{d}] = byte[{h}] < {low} ? {i} : byte[{a}] < {few} ? {j} : word[{p}] < {poor} ? {k} : 0.",
        f"Enemies leave what the hero needs most. Health comes first: with less than {low} of it ({h}) they leave item {i}. If that's fine but he has fewer than {few} shots ({a}), item {j}. If that is fine too but he owns less than {poor} ({p}, a word), item {k}. A man who has everything gets 0. Result byte: {d}.",
    )


def tile_reaction(draw: Drawer) -> Made:
    first = draw.rng.randrange(3)
    tile, health, speed, keys = draw.variable(8, below=8), draw.variable(8), draw.variable(8), draw.variable(8, below=4)
    t, h, v, k = addresses(tile, health, speed, keys)
    spike, ice, door = draw.rng.sample(range(1 + first, 8), 3)
    harm, slide = draw.rng.randrange(1, 9), draw.rng.randrange(0x20, 0x50)
    program = (
        Switch(
            Read(tile),
            (
                (spike, (less_down_to(health, 0, harm),)),
                (ice, (put(speed, slide),)),
                (door, (when(check(keys, "!=", 0), less(keys), put(tile, 0)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that reacts to the tile {t} (below 8) under the hero; he has at most 3 keys ({k}). ${spike:02X} (spikes): health {h} falls by {harm}, not below 0. ${ice:02X} (ice): the speed {v} becomes ${slide:02X}. ${door:02X} (lock): if the keys {k} aren't 0, one is used up and {t} becomes 0. Nothing for other tiles.",
        f"switch {t}: ${spike:02X}: {h} = max({h} - {harm}, 0); ${ice:02X}: {v} = ${slide:02X}; ${door:02X}: if {k}: --{k}, {t} = 0; default: nothing. All bytes; {t} < 8, {k} < 4.",
        f"t = byte[{t}]: ${spike:02X} hurts by {harm} ({h}, floor 0), ${ice:02X} sets {v} to ${slide:02X}, ${door:02X} opens for a key ({k} - 1, tile = 0) if there is one; tile below 8, keys below 4.",
        f"Three tiles do something to whoever steps on them. On ${spike:02X} he loses {harm} of his health {h} (zero is the least). On ${ice:02X} he starts to slide: {v} is set to ${slide:02X}. And ${door:02X} is a lock, which takes a key from {k} and vanishes (0 instead of it), or stays shut when he has none. The tile he's on is {t}, 0 to 7; keys are 3 at most.",
    )


def medal_for_time(draw: Drawer) -> Made:
    time, deaths, medal, bonus = (
        draw.variable(16, below=36000),
        draw.variable(8, below=5),
        draw.variable(8),
        draw.variable(16),
    )
    t, d, m, b = addresses(time, deaths, medal, bonus)
    limits = sorted(draw.rng.sample(range(6000, 30000, 60), 3))
    gains = sorted(draw.rng.sample(range(50, 3000, 50), 3), reverse=True)
    program = (
        ladder(
            (Both(check(time, "<", limits[0]), check(deaths, "==", 0)), (put(medal, 3), more(bonus, gains[0]))),
            (check(time, "<", limits[1]), (put(medal, 2), more(bonus, gains[1]))),
            (check(time, "<", limits[2]), (put(medal, 1), more(bonus, gains[2]))),
            otherwise=(put(medal, 0),),
        ),
    )
    return program, (
        f"Write a routine that awards a medal for the time {t} (word, frames, below 36000) and the deaths {d} (0 to 4): gold (3) below {limits[0]} if there were no deaths; otherwise silver (2) below {limits[1]}; otherwise bronze (1) below {limits[2]}; otherwise 0. The medal goes to {m}, and the bonus word {b} grows by {gains[0]}, {gains[1]} or {gains[2]} for gold, silver or bronze (wrapping), not at all without a medal.",
        f"time word {t} (< 36000), deaths {d} (< 5) -> medal {m}: 3 if t < {limits[0]} and no deaths, else 2 if t < {limits[1]}, else 1 if t < {limits[2]}, else 0; bonus word {b} += {gains[0]}/{gains[1]}/{gains[2]}/0.",
        f"m = t < {limits[0]} && !byte[{d}] ? 3 : t < {limits[1]} ? 2 : t < {limits[2]} ? 1 : 0; byte[{m}] = m; word[{b}] += (0, {gains[2]}, {gains[1]}, {gains[0]})[m]; t = word[{t}] < 36000, deaths < 5.",
        f"Gold is for those who finish under {limits[0]} frames without dying once. A fast one who died gets silver like everybody under {limits[1]}, and under {limits[2]} it is bronze. Worth {gains[0]}, {gains[1]} and {gains[2]} points on top of {b} (16 bits). Time: {t} (16 bits, under 36000); deaths: {d} (0 to 4); medal: {m}, 3, 2, 1, or 0 for none.",
    )


def music_that_plays(draw: Drawer) -> Made:
    boss, danger, keep = draw.variable(8), draw.variable(8, below=2), draw.variable(8, below=2)
    room, song = draw.variable(16, below=0x128), draw.variable(8)
    b, d, r, s, k = addresses(boss, danger, room, song, keep)
    songs = draw.rng.sample(range(1, 0x30), 4)
    cave = draw.rng.randrange(0x40, 0x100)
    i, j, m, n = (f"${one:02X}" for one in songs)
    program = (
        when(check(keep, "!=", 0), Stop()),
        ladder(
            (Bits(Read(boss), 0x80, "any"), (put(song, songs[0]),)),
            (check(danger, "!=", 0), (put(song, songs[1]),)),
            (check(room, "<", cave), (put(song, songs[2]),)),
            otherwise=(put(song, songs[3]),),
        ),
    )
    return program, (
        f"Write a routine that selects the song {s}, unless the lock {k} (0 or 1) is 1 (then it does nothing): {i} if bit 7 of {b} is set, else {j} if the alarm {d} (0 or 1) is 1, else {m} if the room word {r} (at most $0127) is below ${cave:04X}, else {n}.",
        f"Song pick -> {s}. Locked ({k} = 1, not 0): return. Boss ({b} negative): {i}. Danger ({d} = 1, not 0): {j}. Room word {r} (0-$127) < ${cave:04X}: {m}. Otherwise {n}.",
        f"if !byte[{k}]: byte[{s}] = byte[{b}] & $80 ? {i} : byte[{d}] ? {j} : word[{r}] < ${cave:04X} ? {m} : {n}; the lock and the alarm are 0 or 1, room < $128.",
        f"While a jingle holds the player ({k} is 1, else 0) leave the song alone. Otherwise a boss ({b} with its top bit on) has {i}; without one, an alarm ({d} is 1, else 0) has {j}; in peace it depends on the place, {m} in rooms up to ${cave - 1:04X} and {n} in those beyond ({r} is two bytes, up to $0127). Song number: {s}.",
    )


def who_gets_the_turn(draw: Drawer) -> Made:
    one, other, last, turn = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    a, b, l_, t = addresses(one, other, last, turn)
    program = (
        ladder(
            (check(one, ">", other), (put(turn, 0),)),
            (check(one, "<", other), (put(turn, 1),)),
            otherwise=(put(turn, toggled(last, 1)),),
        ),
        put(last, turn),
    )
    return program, (
        f"Write a routine that decides whose turn it is: fighter 0 if his speed {a} is greater than {b}, fighter 1 if less; at equal speeds the one who didn't have the last turn ({l_}, 0 or 1). The number goes to {t} and to {l_}.",
        f"turn {t} = speed {a} > {b} ? 0 : speed {a} < {b} ? 1 : 1 - last {l_} (0/1); then last = turn.",
        f"t = byte[{a}] > byte[{b}] ? 0 : byte[{a}] < byte[{b}] ? 1 : byte[{l_}] ^ 1; byte[{t}] = byte[{l_}] = t.",
        f"Two duellists: number 0 has the speed {a}, number 1 the speed {b}. The faster one strikes. If neither is, they alternate, and {l_} remembers (as 0 or 1) who struck last. Note the striker in {t}, and don't forget {l_}.",
    )


def scroll_speed_zone(draw: Drawer) -> Made:
    x, speed = draw.variable(8), draw.variable(8, signed=True)
    px, v = addresses(x, speed)
    a = draw.rng.randrange(0x20, 0x48)
    b = a + draw.rng.randrange(0x10, 0x28)
    c, d = 0x100 - b, 0x100 - a
    slow, fast = sorted(draw.rng.sample(range(1, 9), 2))
    program = (
        ladder(
            (check(x, "<", a), (put(speed, -fast),)),
            (check(x, "<", b), (put(speed, -slow),)),
            (check(x, "<", c), (put(speed, 0),)),
            (check(x, "<", d), (put(speed, slow),)),
            otherwise=(put(speed, fast),),
        ),
    )
    return program, (
        f"Write a routine that sets the signed scroll speed {v} by the hero's place on the screen {px}: below ${a:02X} -{fast}, below ${b:02X} -{slow}, below ${c:02X} 0, below ${d:02X} {slow}, from there on {fast}.",
        f"Five zones: screen x {px} < ${a:02X}: -{fast}; < ${b:02X}: -{slow}; < ${c:02X}: 0; < ${d:02X}: +{slow}; else +{fast}. Signed byte {v}.",
        f"byte[{v}] = x < ${a:02X} ? -{fast} : x < ${b:02X} ? -{slow} : x < ${c:02X} ? 0 : x < ${d:02X} ? {slow} : {fast}; x = byte[{px}] unsigned.",
        f"The view drifts after him. In the middle of the screen, from ${b:02X} up to ${c - 1:02X}, it rests; in the bands beside that it goes {slow} towards him, and in the outermost ones (left of ${a:02X}, or ${d:02X} and further) {fast}. Left is negative. His x is {px}, the speed belongs in {v}.",
    )


def reward_by_weekday(draw: Drawer) -> Made:
    day, streak, gold, gems = draw.variable(8, below=7), draw.variable(8), draw.variable(16), draw.variable(8)
    d, s, g, j = addresses(day, streak, gold, gems)
    small, big = sorted(draw.rng.sample(range(5, 200), 2))
    extra = draw.rng.randrange(2, 9)
    special = draw.rng.randrange(7)
    program = (
        ladder(
            (check(day, "==", special), (more(gems), more(streak))),
            (check(day, ">=", 5), (more(gold, big), put(streak, 0))),
            (check(streak, ">=", extra), (more(gold, big), put(streak, 0))),
            otherwise=(more(gold, small), more(streak)),
        ),
    )
    return program, (
        f"Write a routine that pays the daily reward for weekday {d} (0-6). On day {special}: the gems {j} and the streak {s} grow by 1. Otherwise on days 5 and 6, or when the streak is at least {extra}: the gold (word {g}) grows by {big} and the streak becomes 0. On any other day the gold grows by {small} and the streak by 1. All sums wrap.",
        f"day {d} < 7: == {special} -> gem byte {j} + 1, streak {s} + 1; else >= 5 or streak >= {extra} -> gold word {g} + {big}, streak = 0; else gold + {small}, streak + 1.",
        f"d == {special} ? (++gems, ++s) : d >= 5 || s >= {extra} ? (gold += {big}, s = 0) : (gold += {small}, ++s); d = byte[{d}] (0-6), s = byte[{s}], gems = byte[{j}], gold = word[{g}].",
        f"Come back tomorrow! Weekday {special} (of 0 to 6, {d}) brings a gem ({j}). On other days there is gold ({g}, two bytes): {big} at the weekend (5, 6) and also for a streak of {extra} days or more, and both use the streak up; {small} else. Except where it is used up the streak {s} goes up one. Nothing is capped.",
    )


def camera_mode_choice(draw: Drawer) -> Made:
    cutscene, boss, wide_ = draw.variable(8, below=2), draw.variable(8, below=2), draw.variable(8, below=16)
    mode, zoom = draw.variable(8), draw.variable(8)
    c, b, w, m, z = addresses(cutscene, boss, wide_, mode, zoom)
    limit = draw.rng.randrange(2, 8)
    modes = draw.rng.sample(range(0x10), 4)
    zooms = draw.rng.sample(range(0x40, 0xF0, 8), 3)
    i, j, k, n = modes
    program = (
        ladder(
            (check(cutscene, "!=", 0), (put(mode, i),)),
            (check(boss, "!=", 0), (put(mode, j), put(zoom, zooms[0]))),
            (check(wide_, ">", limit), (put(mode, k), put(zoom, zooms[1]))),
            otherwise=(put(mode, n), put(zoom, zooms[2])),
        ),
    )
    return program, (
        f"Write a routine that sets the camera's mode {m} and zoom {z}. In a cutscene ({c} is 1, else 0) the mode is {i} and the zoom stays. Else with a boss ({b} is 1, else 0): mode {j}, zoom ${zooms[0]:02X}. Else in a room more than {limit} screens wide ({w}, at most 15): mode {k}, zoom ${zooms[1]:02X}. Else mode {n}, zoom ${zooms[2]:02X}.",
        f"{c} == 1: mode {i}, zoom untouched | {b} == 1: {j}, ${zooms[0]:02X} | {w} > {limit}: {k}, ${zooms[1]:02X} | else {n}, ${zooms[2]:02X}; first match; mode -> {m}, zoom -> {z}. First two are 0 or 1, {w} < 16.",
        f"flags {c}, {b} in 0..1, width {w} in 0..15; (byte[{m}], byte[{z}]) = byte[{c}] ? ({i}, unchanged) : byte[{b}] ? ({j}, ${zooms[0]:02X}) : byte[{w}] > {limit} ? ({k}, ${zooms[1]:02X}) : ({n}, ${zooms[2]:02X}).",
        f"My camera has four manners. Cutscenes ({c} is 1, otherwise 0) come before everything: number {i}, and whatever zoom there was is kept. Then bosses ({b}, likewise): number {j} with zoom ${zooms[0]:02X}. Then big rooms, {w} (0 to 15) over {limit}: number {k} with ${zooms[1]:02X}. In all other situations number {n} with ${zooms[2]:02X}. Number at {m}, zoom at {z}.",
    )


RECIPES = (
    pose_of_hero,
    greeting_by_deeds,
    jump_force_by_ground,
    damage_class,
    slope_of_floor,
    wind_by_weather_and_hour,
    drop_by_need,
    tile_reaction,
    medal_for_time,
    music_that_plays,
    who_gets_the_turn,
    scroll_speed_zone,
    reward_by_weekday,
    camera_mode_choice,
)
