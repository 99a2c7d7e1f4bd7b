"""State kept in fields of one word or byte that move together: modes, phases, counters and flags of machines, actors and rounds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    If,
    Number,
    Read,
    Saturating,
    Shifted,
    Stop,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    changed,
    ladder,
    lowered,
    part,
    raised,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    joined,
    less,
    masked,
    more,
    plus,
    put,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def traffic_light_word(draw: Drawer) -> Made:
    state = draw.variable(8)
    s = state.address
    red, green, yellow = draw.rng.sample(range(10, 60), 3)
    count, phase = masked(state, 0x3F), Shifted(Read(state), "right", 6)
    own = Algorithms(draw).own("phase")
    program = (
        when(check(count, "!=", 0), less(state), Stop()),
        put(own, phase),
        ladder(
            (check(own, "==", 0), (put(state, 0x40 | green),)),
            (check(own, "==", 1), (put(state, 0x80 | yellow),)),
            otherwise=(put(state, red),),
        ),
    )
    return program, (
        f"Write a routine for a signal whose byte {s} has the phase in bits 6-7 and a countdown in bits 0-5. If the countdown isn't 0 it falls by 1. If it is 0: phase 0 is followed by phase 1 with a countdown of {green}, phase 1 by phase 2 with {yellow}, phase 2 or 3 by phase 0 with {red}.",
        f"{s} = ppcccccc. c != 0: c - 1, done. c == 0: p 0 -> 1 (c = {green}), 1 -> 2 (c = {yellow}), 2/3 -> 0 (c = {red}).",
        f"b = byte[{s}]; if b & $3F: b -= 1; else b = (${0x40 | green:02X}, ${0x80 | yellow:02X}, ${red:02X}, ${red:02X})[b >> 6]; byte[{s}] = b.",
        f"My railway crossing is closed (0), opening (1) or open (2), which stands in the top two bits of {s}; the six bits below count the frames that remain. While frames remain just count. With none left, go on: from closed to opening for {green} frames, from there to open for {yellow}, and from open (or an impossible 3) to closed for {red}.",
    )


def charge_then_release_state(draw: Drawer) -> Made:
    state, pad, shot = draw.variable(8), draw.variable(16), draw.variable(8)
    s, p, n = addresses(state, pad, shot)
    full = draw.rng.randrange(20, 100)
    charge = masked(state, 0x7F)
    name, bit = draw.one(("Y", 0x4000), ("B", 0x8000), ("X", 0x40), ("A", 0x80))
    program = (
        put(shot, 0),
        If(
            Bits(Read(pad), bit, "any"),
            (when(check(charge, "<", full), more(state)),),
            (
                when(check(charge, ">=", full), put(shot, 2)),
                when(Between(charge, 1, full - 1), put(shot, 1)),
                put(state, masked(state, 0x80)),
            ),
        ),
    )
    return program, (
        f"Write a routine for a charged shot. Bits 0-6 of {s} are the charge, bit 7 stays as it is. While {name} is held (bit ${bit:04X} of the pad word {p}) the charge rises by 1 as long as it is below {full}, and {n} is 0. When it isn't held, {n} becomes 2 if the charge is {full} or more, 1 if it is 1 to {full - 1}, 0 if it is 0, and the charge becomes 0.",
        f"{name} in word {p}: held -> charge ({s} bits 0-6) + 1 below {full}, shot {n} = 0. Not held -> {n} = 2 / 1 / 0 for charge >= {full} / 1..{full - 1} / 0, then charge = 0. Keep bit 7.",
        f"c = byte[{s}] & 127; held = word[{p}] & ${bit:04X}; n = held ? 0 : c >= {full} ? 2 : c > 0; c = held ? (c < {full} ? c + 1 : c) : 0; byte[{n}] = n; byte[{s}] = (byte[{s}] & $80) | c.",
        f"Holding {name} loads the cannon, frame by frame, in the lower seven bits of {s} (its top bit means something else), no further than {full}. Letting go fires: {n} gets 2 for a full load, 1 for anything less, and the load is gone; nothing loaded fires nothing, 0, and so do frames with the button down. Buttons are in {p}, hardware order.",
    )


def turn_and_round_counter(draw: Drawer) -> Made:
    word, players = draw.variable(16), draw.variable(8, below=5)
    w, n = addresses(word, players)
    own = Algorithms(draw).own
    turn = own("turn")
    program = (
        put(turn, plus(part(word, 0, 3), 1)),
        when(
            check(turn, ">=", players),
            put(turn, 0),
            when(check(masked(word, 0x03F8), "!=", 0x03F8), more(word, 8)),
        ),
        changed(word, 0, 3, masked(turn, 7)),
    )
    return program, (
        f"Write a routine that passes the turn in a board game. The word {w} has the player at turn in bits 0-2 and the round in bits 3-9. The player's number rises by 1; if it is then {n} (the number of players, 0 to 4) or more, it becomes 0 and the round rises by 1 unless it is 127. The player is stored in three bits, bits 10-15 stay.",
        f"{w}: ...... rrrrrrr ttt. t + 1; t >= byte {n} (< 5) -> t = 0, r = min(r + 1, 127). Other bits kept.",
        f"t = (w & 7) + 1; r = w >> 3 & 127; if t >= byte[{n}]: t = 0, r = min(r + 1, 127); w = (w & $FC00) | r << 3 | t & 7; w = word[{w}], byte[{n}] < 5.",
        f"Around the table: {n} players (four at the most), and {w} tells whose turn it is (three bits, from 0) and above that which round (seven bits). After the last player comes player 0, in the next round; round 127 is not followed by another. The six highest bits hold the options of the game and have to stay.",
    )


def actor_state_from_events(draw: Drawer) -> Made:
    state, events = draw.variable(8), draw.variable(8)
    s, e = addresses(state, events)
    hit, seen, calm = draw.one((7, 6, 5), (0, 1, 2), (3, 7, 1))
    timer = draw.rng.randrange(5, 31)
    program = (
        ladder(
            (Bits(Read(events), 1 << hit, "any"), (put(state, 0x60 | timer),)),
            (Bits(Read(events), 1 << seen, "any"), (put(state, joined(masked(state, 0x1F), 0x40)),)),
            (Bits(Read(events), 1 << calm, "any"), (put(state, masked(state, 0x9F)),)),
        ),
        put(events, masked(events, 0xFF ^ (1 << hit | 1 << seen | 1 << calm))),
    )
    return program, (
        f"Write a routine that updates an enemy's state byte {s} by the events in {e}. If bit {hit} is set, the state becomes ${0x60 | timer:02X}; else if bit {seen} is set, its bits 5-7 become 010 (bits 0-4 stay); else if bit {calm} is set, its bits 5 and 6 are cleared. Finally these three event bits are cleared, the others stay.",
        f"events {e}: bit {hit} -> {s} = ${0x60 | timer:02X}; else bit {seen} -> {s} = ({s} & $1F) | $40; else bit {calm} -> {s} &= $9F; then clear the three bits in {e} whichever was taken.",
        f"v = byte[{e}]; s = v & ${1 << hit:02X} ? ${0x60 | timer:02X} : v & ${1 << seen:02X} ? (s & $1F) | $40 : v & ${1 << calm:02X} ? s & $9F : s; byte[{e}] = v & ${0xFF ^ (1 << hit | 1 << seen | 1 << calm):02X}; s = byte[{s}].",
        f"Three things can happen to a guard in a frame, as bits of {e}: he was hit (bit {hit}), he saw the hero (bit {seen}), he calmed down (bit {calm}). The most important one in this order counts. Hit: {s} = ${0x60 | timer:02X} (stunned, for {timer}). Saw: the upper three bits of {s} become 010. Calm: bits 5 and 6 of it go off. All three events are over afterwards; other bits of {e} aren't ours.",
    )


def egg_hatches_in_stages(draw: Drawer) -> Made:
    egg, warm = draw.variable(16), draw.variable(8, below=2)
    e, w = addresses(egg, warm)
    need = draw.rng.randrange(20, 200)
    own = Algorithms(draw).own
    age, stage = own("age"), own("stage")
    program = (
        when(check(warm, "==", 0), Stop()),
        put(age, plus(part(egg, 0, 8), 1)),
        put(stage, part(egg, 8, 2)),
        when(
            check(age, ">=", need),
            put(age, 0),
            If(check(stage, "<", 3), (more(stage),), (raised(egg, 15),)),
        ),
        put(egg, joined(masked(egg, 0xFC00), together(16, (age, 0), (stage, 8)))),
    )
    return program, (
        f"Write a routine that broods an egg, the word {e}: bits 0-7 age, bits 8-9 stage, bit 15 hatched. If {w} (0 or 1) is 0 it does nothing. Otherwise the age rises by 1 (8 bits); if it is then {need} or more it becomes 0, and the stage rises by 1, or, if it is 3 already, bit 15 is set. Bits 10-14 stay.",
        f"warm {w} (0/1) = 0: return. Age (low byte of {e}) + 1; >= {need}: age 0 and stage (bits 8-9) + 1, or hatched bit 15 when the stage is 3. Rest of the word kept.",
        f"if byte[{w}]: a = (e + 1) & 255; s = e >> 8 & 3; if a >= {need}: a = 0; s < 3 ? ++s : (e |= $8000); e = (e & $FC00) | s << 8 | a; e = word[{e}], byte[{w}] in 0..1.",
        f"Only in a warm nest ({w} is 1, not 0) does the egg {e} get on. Its low byte counts frames; whenever {need} are full it starts over and the stage, two bits above it, goes up. An egg that was in stage 3 hatches instead: top bit on. The kind of egg is in the bits between and has to remain.",
    )


def weather_word_drifts(draw: Drawer) -> Made:
    word, random_ = draw.variable(16), draw.variable(8)
    w, r = addresses(word, random_)
    own = Algorithms(draw).own
    wind = own("wind")
    high, low = draw.rng.randrange(0xA0, 0xE0), draw.rng.randrange(0x20, 0x60)
    rain = draw.rng.randrange(8, 14)
    program = (
        put(wind, part(word, 4, 4)),
        ladder(
            (check(random_, ">=", high), (when(check(wind, "<", 15), more(wind)),)),
            (check(random_, "<", low), (when(check(wind, "!=", 0), less(wind)),)),
        ),
        changed(word, 4, 4, wind),
        If(check(wind, ">=", rain), (raised(word, 0),), (lowered(word, 0),)),
    )
    return program, (
        f"Write a routine that lets the weather drift. The wind is bits 4-7 of the word {w}; by the random byte {r} it rises by 1 (from ${high:02X} on, at most 15), falls by 1 (below ${low:02X}, at least 0) or stays. Then bit 0 (rain) is set if the wind is {rain} or more and cleared if not. All other bits stay.",
        f"wind = bits 4-7 of {w}: random {r} >= ${high:02X} -> +1 (max 15), < ${low:02X} -> -1 (min 0). Bit 0 = wind >= {rain}. Rest as is.",
        f"v = w >> 4 & 15; r = byte[{r}]; v = r >= ${high:02X} ? min(v + 1, 15) : r < ${low:02X} ? max(v - 1, 0) : v; w = (w & $FF0E) | v << 4 | (v >= {rain}); w = word[{w}].",
        f"The sky of my game is one word, {w}. Its second hex digit from the right is the wind, its lowest bit tells of rain, which falls at wind {rain} and stronger. Each hour a random byte comes ({r}): ${high:02X} or above freshens the wind by one, less than ${low:02X} lets it drop by one, within 0 to 15. Update wind and rain and nothing else.",
    )


def ability_toggle_cost(draw: Drawer) -> Made:
    flags, power = draw.variable(8), draw.variable(8)
    f, p = addresses(flags, power)
    bit = draw.rng.randrange(8)
    cost = draw.rng.randrange(5, 60)
    answer = draw.variable(8)
    a = answer.address
    codes = draw.rng.sample(range(1, 100), 3)
    program = (
        ladder(
            (Bits(Read(flags), 1 << bit, "any"), (lowered(flags, bit), put(answer, codes[0]))),
            (check(power, "<", cost), (put(answer, codes[1]),)),
            otherwise=(raised(flags, bit), less(power, cost), put(answer, codes[2])),
        ),
    )
    return program, (
        f"Write a routine that switches an ability, bit {bit} of {f}. If it is on, it goes off (free), answer {codes[0]}. If it is off and the power {p} is below {cost}, nothing changes, answer {codes[1]}. Otherwise it goes on, the power falls by {cost}, answer {codes[2]}. The answer is stored at {a}.",
        f"Toggle bit {bit} of {f}: on -> off, {a} = {codes[0]}; off & power {p} < {cost} -> {a} = {codes[1]}; off & enough -> on, power -= {cost}, {a} = {codes[2]}.",
        f"byte[{f}] & ${1 << bit:02X} ? (byte[{f}] ^= ${1 << bit:02X}, a = {codes[0]}) : byte[{p}] < {cost} ? a = {codes[1]} : (byte[{f}] |= ${1 << bit:02X}, byte[{p}] -= {cost}, a = {codes[2]}); a -> byte[{a}].",
        f"The cloak (bit {bit} in {f}) costs {cost} power to put on and nothing to take off. One press: a man who wears it takes it off ({codes[0]}), one who doesn't and has {cost} or more in {p} pays and puts it on ({codes[2]}), one who can't pay is told so ({codes[1]}). The number in brackets goes to {a}.",
    )


def quest_steps_in_order(draw: Drawer) -> Made:
    word, deed = draw.variable(16), draw.variable(8, below=8)
    w, d = addresses(word, deed)
    own = Algorithms(draw).own("step")
    program = (
        put(own, part(word, 12, 3)),
        If(
            check(deed, "==", own),
            (
                If(check(own, "==", 7), (raised(word, 15),), (changed(word, 12, 3, plus(own, 1)),)),
                put(word, joined(word, 1)),
            ),
            (put(word, masked(word, 0xFFFE)),),
        ),
    )
    return program, (
        f"Write a routine that advances a quest. The word {w} has the step in bits 12-14. If the deed {d} (0-7) equals the step, then the step rises by 1, but at step 7 bit 15 (finished) is set instead; and bit 0 is set. If it doesn't, bit 0 is cleared and nothing else changes.",
        f"step = {w} bits 12-14; deed {d} < 8. Equal: step + 1 (or bit 15 if the step is 7), bit 0 = 1. Not equal: bit 0 = 0. All else kept.",
        f"s = w >> 12 & 7; if byte[{d}] == s: s < 7 ? (w += $1000) : (w |= $8000), w |= 1; else w &= $FFFE; w = word[{w}], byte[{d}] < 8.",
        f"Eight deeds in a fixed order make up my quest; {w} has in three bits (12 to 14) which is due, and the top bit is for when all are done. Someone does deed {d}, 0 to 7. The due one: on to the next, or after the last the top bit on. In either case the lowest bit becomes 1 for the jingle. Another deed: just the lowest bit off. Other bits as they were.",
    )


def magazine_and_reserve(draw: Drawer) -> Made:
    word, fired = draw.variable(16), draw.variable(8)
    w, f = addresses(word, fired)
    full = draw.one(6, 8, 12, 15)
    own = Algorithms(draw).own
    shots, clips = own("shots"), own("clips")
    program = (
        put(shots, part(word, 0, 4)),
        put(clips, part(word, 4, 4)),
        ladder(
            (check(shots, "!=", 0), (less(shots), put(fired, 1))),
            (check(clips, "!=", 0), (less(clips), put(shots, full), put(fired, 0))),
            otherwise=(put(fired, 0xFF),),
        ),
        put(word, joined(masked(word, 0xFF00), together(16, (shots, 0), (clips, 4)))),
    )
    return program, (
        f"Write a routine that pulls the trigger. In the word {w} bits 0-3 are the shots in the magazine, bits 4-7 the spare magazines, bits 8-15 are kept. With shots left one is fired: shots - 1, {f} = 1. Else with a spare magazine it is loaded: spares - 1, shots = {full}, {f} = 0. Else {f} = $FF.",
        f"low byte of {w} = mmmmssss. s: s - 1, {f} = 1. No s but m: m - 1, s = {full}, {f} = 0. Neither: {f} = $FF. High byte untouched.",
        f"s = w & 15; m = w >> 4 & 15; s ? (--s, f = 1) : m ? (--m, s = {full}, f = 0) : (f = $FF); w = (w & $FF00) | m << 4 | s; w = word[{w}], f -> byte[{f}].",
        f"The gun's word {w}: right digit shots, next digit spare magazines of {full} shots, the high byte its kind. Pulling the trigger fires if there's a shot (1 to {f}); with an empty magazine it only changes magazines (0), so that the next pull fires; and with none to spare it clicks ($FF).",
    )


def mood_from_gifts(draw: Drawer) -> Made:
    record, gift = draw.variable(8), draw.variable(8, below=8)
    r, g = addresses(record, gift)
    own = Algorithms(draw).own
    mood, liked = own("mood"), own("liked")
    big, small = draw.rng.randrange(3, 7), draw.rng.randrange(1, 3)
    program = (
        put(liked, part(record, 5, 3)),
        put(mood, masked(record, 0x1F)),
        If(
            check(gift, "==", liked),
            (put(mood, Saturating("add", Read(mood), Number(big), 31)),),
            (put(mood, Saturating("subtract", Read(mood), Number(small), 0)),),
        ),
        put(record, together(8, (mood, 0), (masked(plus(liked, 1), 7), 5))),
    )
    return program, (
        f"Write a routine for a present to a villager, whose byte {r} has the mood in bits 0-4 and the wish in bits 5-7. If the gift {g} (0-7) is what is wished for, the mood rises by {big}, at most to 31; otherwise it falls by {small}, at least to 0. Then the wish becomes the next number, 0 after 7.",
        f"{r} = wwwmmmmm; gift {g} < 8: == w -> m = min(m + {big}, 31), else m = max(m - {small}, 0). Then w = (w + 1) & 7.",
        f"m = b & 31; w = b >> 5; m = byte[{g}] == w ? min(m + {big}, 31) : max(m - {small}, 0); b = (w + 1 & 7) << 5 | m; b = byte[{r}], gift < 8.",
        f"Each villager is a byte ({r}): in five bits how he feels, above that in three bits which of eight things he'd like. I give him {g} (0 to 7). The right thing cheers him by {big}, a wrong one lowers his mood by {small}, in the limits of the five bits. Next time he'll want the thing after the one he wanted, round the eight.",
    )


def two_locks_one_byte(draw: Drawer) -> Made:
    door, keys = draw.variable(8), draw.variable(8, below=8)
    d, k = addresses(door, keys)
    own = Algorithms(draw).own("locks")
    jammed = draw.variable(8)
    j = jammed.address
    program = (
        put(own, masked(door, 7)),
        ladder(
            (check(own, "==", 0), (put(jammed, 0), raised(door, 7))),
            (check(keys, "==", 0), (put(jammed, 1),)),
            (check(keys, ">=", own), (less(keys, own), put(door, joined(masked(door, 0x78), 0x80)), put(jammed, 0))),
            otherwise=(less(door, keys), put(keys, 0), put(jammed, 1)),
        ),
    )
    return program, (
        f"Write a routine that tries a door, byte {d}: bits 0-2 are the locks left, bit 7 means open. No locks: bit 7 is set, {j} = 0. Else no keys ({k}, 0-7): {j} = 1. Else at least as many keys as locks: the keys fall by the locks, the locks become 0, bit 7 is set, {j} = 0. Else the locks fall by the keys, the keys become 0, {j} = 1. Bits 3-6 stay.",
        f"locks = {d} & 7, keys {k} < 8. locks 0: open (bit 7), {j} = 0. keys 0: {j} = 1. keys >= locks: keys -= locks, locks = 0, open, {j} = 0. Fewer: locks -= keys, keys = 0, {j} = 1. Keep bits 3-6.",
        f"l = byte[{d}] & 7; u = min(l, byte[{k}]); byte[{k}] -= u; byte[{d}] -= u; if u == l: byte[{d}] |= $80; byte[{j}] = u < l; keys below 8.",
        f"The vault has up to seven locks ({d}, three lowest bits) and the hero up to seven keys ({k}). Every key opens one lock and stays in it. With all locks undone, also if there were none, the door is open: top bit. Otherwise it is stuck, which {j} tells with a 1 (0 when open), and what locks remain stays written in the byte.",
    )


RECIPES = (
    traffic_light_word,
    charge_then_release_state,
    turn_and_round_counter,
    actor_state_from_events,
    egg_hatches_in_stages,
    weather_word_drifts,
    ability_toggle_cost,
    quest_steps_in_order,
    magazine_and_reserve,
    mood_from_gifts,
    two_locks_one_byte,
)
