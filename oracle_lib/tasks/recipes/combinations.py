"""Two or three things that one purpose asks for together, none of which may be left out."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Copy,
    Each,
    Fill,
    Fold,
    Here,
    If,
    Number,
    Read,
    Reverse,
    Saturating,
    Set,
    Shifted,
    Shove,
    Swap,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Relation,
    check,
    joined,
    less,
    less_down_to,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def level_up(draw: Drawer) -> Made:
    experience, level, health, most = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    need, gain = draw.rng.randrange(50, 5000), draw.rng.randrange(2, 20)
    top = draw.rng.randrange(100, 250)
    program = (
        when(
            check(experience, ">=", need),
            less(experience, need),
            more(level),
            more_up_to(most, top, gain),
            put(health, most),
        ),
    )
    return program, (
        f"Write a routine for levelling up: with at least {need} in the word {experience.address}, {need} of it is used up, the byte {level.address} rises by 1 (wrapping), the maximum {most.address} (byte) by {gain} up to {top} at most, and the health {health.address} (byte) is set to the new maximum. With less nothing happens.",
        f"How do I turn {need} experience points into a level? exp word {experience.address} -= {need}; ++byte {level.address}; max health byte {most.address} = min(+{gain}, {top}); health byte {health.address} = max. Only if exp >= {need}; once per call.",
        f"if word[{experience.address}] >= {need}: it -= {need}; ++byte[{level.address}]; byte[{most.address}] = min(byte[{most.address}] + {gain}, {top}); byte[{health.address}] = byte[{most.address}].",
        f"Whoever has {need} points ({experience.address}, two bytes) goes up a level ({level.address}), pays those points, gets {gain} more hearts in {most.address} (no more than {top}) and is healed completely ({health.address} = that new limit). One level a call.",
    )


def hurt_with_knockback(draw: Drawer) -> Made:
    shield, health, x, speed = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    source = draw.variable(8)
    damage, frames, push = draw.rng.randrange(1, 30), draw.rng.randrange(20, 100), draw.rng.randrange(1, 9)
    program = (
        when(
            check(shield, "==", 0),
            less_down_to(health, 0, damage),
            put(shield, frames),
            If(check(x, "<", source), (put(speed, -push),), (put(speed, push),)),
        ),
    )
    return program, (
        f"Write a routine that hurts the hero unless {shield.address} runs (isn't 0): health {health.address} falls by {damage}, not below 0; {shield.address} becomes {frames}; the signed speed {speed.address} becomes -{push} if his x {x.address} is less than the enemy's {source.address} (unsigned), else {push}. All bytes.",
        f"How do I do damage + invincibility + knockback in one go? Only when byte {shield.address} == 0: byte {health.address} -{damage} (floor 0), {shield.address} = {frames}, speed {speed.address} = x {x.address} < enemy x {source.address} ? -{push} : {push}.",
        f"if byte[{shield.address}] == 0: h = max(h - {damage}, 0); byte[{shield.address}] = {frames}; byte[{speed.address}] = byte[{x.address}] < byte[{source.address}] ? -{push} : {push}; h = byte[{health.address}].",
        f"Ouch: {damage} hearts off {health.address} (stop at 0), {frames} frames of blinking in {shield.address}, and a push of {push} away from the enemy ({source.address}; he's at {x.address}; on equal x to the right) in {speed.address}, two's complement. While he blinks nothing of it happens.",
    )


def open_chest_fully(draw: Drawer) -> Made:
    flags, purse, found, sound = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    bit, gain, number = draw.rng.randrange(8), draw.one(5, 20, 50, 100, 300), draw.rng.randrange(1, 64)
    top = draw.one(999, 9999)
    program = (
        when(
            Bits(Read(flags), 1 << bit, "none"),
            put(flags, joined(flags, 1 << bit)),
            Set(purse, Saturating("add", Read(purse), Number(gain, 16), top)),
            more(found),
            put(sound, number),
        ),
    )
    return program, (
        f"Write a routine that opens a chest once: if bit {bit} of {flags.address} is clear, set it, add {gain} to the word {purse.address} (stops at {top}), add 1 to the byte {found.address} and store {number} at {sound.address}. Already open: nothing.",
        f"How do I make a one-time chest? Flag: bit {bit}, byte {flags.address}. First time: flag on, word {purse.address} = min(+{gain}, {top}), ++byte {found.address}, byte {sound.address} = {number}.",
        f"if not byte[{flags.address}] >> {bit} & 1: set it; word[{purse.address}] = min(word[{purse.address}] + {gain}, {top}); ++byte[{found.address}]; byte[{sound.address}] = {number}.",
        f"The chest pays {gain} rupees into {purse.address} (two bytes, never over {top}), the statistics {found.address} count it, jingle {number} goes to {sound.address}, and mask ${1 << bit:02X} of {flags.address} remembers that it's empty now. An empty one gives neither money nor music.",
    )


def rebuild_list_and_count(draw: Drawer) -> Made:
    values, count, total = draw.array(8), draw.variable(8), draw.variable(16)
    limit = draw.rng.randrange(10, 240)
    element = Here(values)
    program = (
        put(count, 0),
        put(total, 0),
        Each(
            (values,),
            (
                If(
                    check(element, ">", limit),
                    (put(element, limit), more(count)),
                ),
                more(total, Widened(Read(element))),
            ),
        ),
    )
    return program, (
        f"Write a routine that caps the {where(values)} at {limit}, stores in the byte {count.address} how many were above it, and in the word {total.address} the sum of all of them after capping.",
        f"How do I clamp an array, count what was clamped and add it up, all in one loop? {where(values)}; maximum {limit}; count byte {count.address}; sum of the clamped values word {total.address}.",
        f"for each b of {where(values)}: if b > {limit}: b = {limit}, ++n; s += b; byte[{count.address}] = n, word[{total.address}] = s, both from 0.",
        f"Nobody may carry more than {limit}. Go through the {where(values)}, take away what is too much, tell the number of offenders at {count.address} and the weight that remains altogether at {total.address} (16 bits).",
    )


def push_history(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    past, now, best = draw.array(width), draw.variable(width), draw.variable(width)
    larger = draw.maybe(0.5)
    relation: Relation = ">" if larger else "<"
    program = (
        Shove(past, True, Read(now)),
        when(check(now, relation, best), put(best, now)),
        put(now, 0),
    )
    kind = size(now)
    return program, (
        f"Write a routine that files a result: the {kind} {now.address} is put in front of the {where(past)}, all of which move up by one (the last is lost); it replaces the {kind} {best.address} if it is {'larger' if larger else 'smaller'} (unsigned); then {now.address} becomes 0.",
        f"How do I keep a history and a record? list: {where(past)}, newest first; new value: {kind} {now.address}; record: {kind} {best.address}, {'highest' if larger else 'lowest'} wins. Afterwards clear {now.address}.",
        f"shift {where(past)} up by one entry, first = v; if v {relation} r: r = v; v = 0; v = {kind}[{now.address}], r = {kind}[{best.address}].",
        f"End of a race: time {now.address} heads the list of the {past.length} latest ({past.address}, {kind}s, the oldest drops out), the record {best.address} is kept if it isn't beaten (a {'larger' if larger else 'smaller'} value beats it), and the clock goes back to 0.",
    )


def swap_teams(draw: Drawer) -> Made:
    one, other, turn, moves = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    start = draw.rng.randrange(1, 200)
    program = (
        Swap(one, other),
        put(turn, toggled(turn, 1)),
        put(moves, start),
    )
    return program, (
        f"Write a routine that hands over to the other player: the words {one.address} and {other.address} change places, bit 0 of {turn.address} flips, and the byte {moves.address} becomes {start}.",
        f"How do I end a turn: swap words {one.address}/{other.address}, toggle the lowest bit of byte {turn.address}, byte {moves.address} = {start}?",
        f"swap(word[{one.address}], word[{other.address}]); byte[{turn.address}] ^= 1; byte[{moves.address}] = {start}.",
        f"Next, please! {one.address} always has the score of whose turn it is, {other.address} the opponent's (16 bits each), so exchange them; {turn.address} says by its bit 0 who plays; {moves.address} is set to the {start} moves that each has.",
    )


def buy_item(draw: Drawer) -> Made:
    purse, stock, owned, sales = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(16)
    price, most = draw.rng.randrange(5, 800), draw.rng.randrange(3, 100)
    fits = Both(Both(check(purse, ">=", price), check(stock, "!=", 0)), check(owned, "<", most))
    program = (when(fits, less(purse, price), less(stock), more(owned), more(sales, price)),)
    return program, (
        f"Write a routine that sells one piece if the word {purse.address} is at least {price}, the byte {stock.address} isn't 0 and the byte {owned.address} is below {most}: {price} leaves the purse and is added to the word {sales.address} (wrapping), the stock falls by 1, what's owned rises by 1. Otherwise nothing changes.",
        f"How do I buy with three checks? money word {purse.address} >= {price}, stock byte {stock.address} > 0, owned byte {owned.address} < {most}. Then money -{price}, stock -1, owned +1, till word {sales.address} +{price}.",
        f"if m >= {price} and s and o < {most}: m -= {price}, --s, ++o, t += {price}; m = word[{purse.address}], s = byte[{stock.address}], o = byte[{owned.address}], t = word[{sales.address}].",
        f"The smith's arrows cost {price}. A deal needs enough rupees ({purse.address}, 16 bits), a bundle on the shelf ({stock.address}) and room in the quiver ({owned.address}, at most {most}). Money moves from the purse to his till {sales.address} (16 bits), one bundle from shelf to quiver.",
    )


def start_boss_fight(draw: Drawer) -> Made:
    health, phase, door, parts = draw.variable(16), draw.variable(8), draw.variable(8), draw.array(8)
    full, mask, life = draw.rng.randrange(300, 9000), 1 << draw.rng.randrange(8), draw.rng.randrange(5, 100)
    program = (
        put(health, full),
        put(phase, 0),
        put(door, joined(door, mask)),
        Fill(parts, Number(life)),
    )
    return program, (
        f"Write a routine that sets up a boss: the word {health.address} gets {full}, the byte {phase.address} 0, mask ${mask:02X} is set in {door.address} (its other bits stay), and each of the {where(parts)} becomes {life}.",
        f"How do I initialise a boss fight? word {health.address} = {full}; byte {phase.address} = 0; byte {door.address} |= ${mask:02X}; {where(parts)}: all {life}.",
        f"word[{health.address}] = {full}; byte[{phase.address}] = 0; byte[{door.address}] |= ${mask:02X}; fill {where(parts)} with {life}.",
        f"When the door falls shut (${mask:02X} on in {door.address}, don't open others), the dragon has {full} health ({health.address}, two bytes), is in phase 0 ({phase.address}) and all its {parts.length} scales from {parts.address} on have {life} ({size(parts)}s{f', {parts.step} bytes apart' if parts.stride else ''}).",
    )


def flip_picture_list(draw: Drawer) -> Made:
    frames, facing, step = draw.array(8), draw.variable(8), draw.variable(8)
    program = (Reverse(frames), put(facing, toggled(facing, 0x40)), Set(step, Unary("negate", Read(step))))
    return program, (
        f"Write a routine that turns an animation around: the {where(frames)} are put in reverse order, bit 6 of {facing.address} flips, and the signed byte {step.address} changes its sign.",
        f"How do I play it backwards? Reverse {where(frames)} in place, byte {facing.address} ^= $40, byte {step.address} = -itself.",
        f"reverse({where(frames)}); byte[{facing.address}] ^= $40; byte[{step.address}] = -byte[{step.address}].",
        f"About-turn! The {frames.length} picture numbers from {frames.address} shall come in the opposite order, the mirror bit ($40 of {facing.address}) be inverted and the speed {step.address} negated (two's complement).",
    )


def backup_and_clear(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    live = draw.array(width)
    saved = draw.array(width, live.length)
    used = draw.variable(8)
    fill = draw.one(0, 0, 0xFF, draw.rng.randrange(1 << width))
    backwards = draw.maybe(0.25)
    program = (Copy(live, saved, backwards), Fill(live, Number(fill, width)), more(used))
    order = ", in reverse order" if backwards else ""
    return program, (
        f"Write a routine that puts a list aside: the {where(live)} are copied to {saved.address}{order}, then every one of them becomes {fill}, and the byte {used.address} rises by 1 (wrapping).",
        f"How do I save and reset an array? Copy {where(live)} to {saved.address}{order}; fill the original with {fill}; ++byte {used.address}.",
        f"{saved.address} = copy of {where(live)}{order}; all of the original = {fill}; ++byte[{used.address}].",
        f"Before the dream begins the bag ({where(live)}) is remembered at {saved.address}{order} and emptied (each entry {fill}); dreams are counted at {used.address}, a byte.",
    )


def hit_combo_score(draw: Drawer) -> Made:
    combo, score, timer, best = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    most, frames, factor = draw.rng.randrange(5, 40), draw.rng.randrange(20, 120), draw.one(2, 4, 8, 16)
    shift = factor.bit_length() - 1
    program = (
        more_up_to(combo, most),
        put(score, plus(score, Shifted(Widened(Read(combo)), "left", shift))),
        put(timer, frames),
        put(best, Binary("max", Read(best), Read(combo))),
    )
    return program, (
        f"Write a routine for a combo hit: the byte {combo.address} goes up by 1, to {most} at most (also from beyond); {factor} times the new combo is added to the word {score.address} (wrapping); {timer.address} becomes {frames}; {best.address} becomes the larger of itself and the new combo (bytes).",
        f"How do I score a hit in a chain? ++combo {combo.address} (cap {most}), score word {score.address} += {factor} * combo, timer {timer.address} = {frames}, best {best.address} = max(best, combo).",
        f"c = min(c + 1, {most}); word[{score.address}] += {factor} * c; byte[{timer.address}] = {frames}; byte[{best.address}] = max(byte[{best.address}], c); c = byte[{combo.address}].",
        f"Each blow lengthens the chain {combo.address} (it ends at {most}), is worth {factor} points a link ({score.address}, 16 bits), gives {frames} frames for the next one ({timer.address}), and the longest chain is noted at {best.address}.",
    )


def xor_total_and_flag(draw: Drawer) -> Made:
    values, seal, good, stored = draw.array(8), draw.variable(8), draw.variable(8), draw.variable(8)
    key = draw.rng.randrange(1, 256)
    how, sign = draw.one(("xor", "^"), ("sum", "+"))
    program = (
        put(seal, Fold(how, values, Read(Here(values)))),
        put(seal, toggled(seal, key)),
        If(check(seal, "==", stored), (put(good, 1),), (put(good, 0),)),
    )
    word = "exclusive-or" if how == "xor" else "sum (modulo 256)"
    return program, (
        f"Write a routine that verifies a block: the {word} of the {where(values)}, then exclusive-ored with ${key:02X}, goes to {seal.address}; {good.address} becomes 1 if that equals the byte {stored.address}, else 0.",
        f"How do I seal and compare in one routine? seal byte {seal.address} = ({word} of {where(values)}) ^ ${key:02X}; byte {good.address} = seal == byte {stored.address} ? 1 : 0.",
        f"s = (b0 {sign} b1 {sign} ...) ^ ${key:02X} over {where(values)}; byte[{seal.address}] = s; byte[{good.address}] = s == byte[{stored.address}].",
        f"Is the save intact? Take the {word} of the {where(values)}, flip the bits of ${key:02X} in it, keep it at {seal.address}, and say 1 at {good.address} if it is what {stored.address} says, 0 otherwise.",
    )


def hatch_egg(draw: Drawer) -> Made:
    warmth, kind, hatched, flags = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    need, mask = draw.rng.randrange(10, 200), draw.one(1, 3, 7, 15)
    bit = 1 << draw.rng.randrange(8)
    program = (
        more(warmth),
        when(
            check(warmth, ">=", need),
            put(warmth, 0),
            put(kind, masked(plus(kind, 1), mask)),
            more(hatched),
            put(flags, masked(flags, 0xFF ^ bit)),
        ),
    )
    return program, (
        f"Write a routine that warms an egg: {warmth.address} rises by 1 (wrapping); if it's then at least {need}, it becomes 0, the kind {kind.address} becomes (kind + 1) AND ${mask:02X}, {hatched.address} rises by 1, and bit {bit.bit_length() - 1} of {flags.address} is cleared. Bytes all.",
        f"How do I chain a counter with its consequences? ++{warmth.address}; at {need} or more: reset to 0, {kind.address} = ({kind.address} + 1) & ${mask:02X}, ++{hatched.address}, {flags.address} &= ${0xFF ^ bit:02X}. 8 bits each.",
        f"w = w + 1; if w >= {need}: w = 0, k = (k + 1) & ${mask:02X}, ++h, f &= ${0xFF ^ bit:02X}; w, k, h, f = bytes {warmth.address}, {kind.address}, {hatched.address}, {flags.address}.",
        f"A day in the nest adds 1 to {warmth.address}. From {need} on the chick is out: the warmth starts again at 0, the next egg is of the following colour ({kind.address}, counted in the bits of ${mask:02X}), {hatched.address} counts chicks and the flag ${bit:02X} in {flags.address} goes off.",
    )


def sail_day(draw: Drawer) -> Made:
    food, crew, sea, mood = draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(8)
    wind = draw.variable(8)
    loss = draw.rng.randrange(1, 10)
    program = (
        Set(food, Saturating("subtract", Read(food), Widened(Read(crew)), 0)),
        more(sea, Widened(Read(wind))),
        when(check(food, "==", 0), less_down_to(mood, 0, loss)),
    )
    return program, (
        f"Write a routine for a day at sea: the word {food.address} falls by the byte {crew.address}, not below 0; the word {sea.address} grows by the byte {wind.address} (wrapping); if the food is then 0, the byte {mood.address} falls by {loss}, not below 0.",
        f"How do I update food, way and mood together? food word {food.address} -= crew byte {crew.address} (floor 0); way word {sea.address} += wind byte {wind.address}; food == 0 -> mood byte {mood.address} -{loss} (floor 0).",
        f"word[{food.address}] = max(word[{food.address}] - byte[{crew.address}], 0); word[{sea.address}] += byte[{wind.address}]; if word[{food.address}] == 0: byte[{mood.address}] = max(byte[{mood.address}] - {loss}, 0).",
        f"Each of the {crew.address} sailors (a byte) eats one ration a day out of {food.address} (two bytes; it can't get less than none). The ship sails {wind.address} miles, added to {sea.address}. An empty larder costs {loss} of the mood {mood.address}, down to 0.",
    )


def clear_matching_and_reward(draw: Drawer) -> Made:
    cells, score, cleared = draw.array(8), draw.variable(16), draw.variable(8)
    color, points, empty = draw.rng.randrange(1, 16), draw.rng.randrange(5, 300), draw.one(0, 0xFF)
    program = (
        put(cleared, 0),
        Each(
            (cells,),
            (when(check(Here(cells), "==", color), put(Here(cells), empty), more(cleared), more(score, points)),),
        ),
    )
    return program, (
        f"Write a routine that removes a colour: every one of the {where(cells)} that is {color} becomes {empty}; each adds {points} to the word {score.address} (wrapping); {cleared.address} (byte) tells how many there were.",
        f"How do I clear, count and score matching cells? {where(cells)}; value {color} -> {empty}; count byte {cleared.address} from 0; word {score.address} += {points} per cell.",
        f"n = 0; for each c of {where(cells)}: if c == {color}: c = {empty}, ++n, word[{score.address}] += {points}; byte[{cleared.address}] = n.",
        f"The star swallows all blocks of colour {color} among the {where(cells)}: empty is {empty}. Per block {points} points ({score.address}, 16 bits); how many it ate goes to {cleared.address}.",
    )


def shut_down_shot(draw: Drawer) -> Made:
    lives, xs = draw.slots(8, 16)
    hits, edge = draw.variable(8), draw.rng.randrange(0x100, 0x8000)
    speed = draw.rng.randrange(1, 20)
    program = (
        Each(
            (lives, xs),
            (
                when(
                    check(Here(lives), "!=", 0),
                    more(Here(xs), speed),
                    less(Here(lives)),
                    when(check(Here(xs), ">=", edge), put(Here(lives), 0), more(hits)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine over {lives.length} shots: where the life byte ({lives.address}) isn't 0, the word x ({xs.address}) grows by {speed} (wrapping) and the life falls by 1; if x is then at least {edge} (unsigned), the life becomes 0 and the byte {hits.address} grows by 1.",
        f"How do I move, age and remove shots? {lives.length} lives (bytes, {lives.address}; 0 = unused), x (words, {xs.address}). Used: x += {speed}, --life; x >= {edge}: life = 0, ++byte {hits.address}.",
        f"for i < {lives.length}, life[i] != 0: x[i] += {speed}; --life[i]; if x[i] >= {edge}: life[i] = 0, ++byte[{hits.address}]; life bytes {lives.address}, x words {xs.address}.",
        f"Bullets fly {speed} a frame and get older. {lives.length} of them: remaining frames in bytes from {lives.address} (none left: skip it), places in words from {xs.address}. At {edge} there's the wall: that bullet is over, and {hits.address} counts it.",
    )


def minus_and_mark(draw: Drawer) -> Made:
    seconds, minutes, flags = draw.variable(8, below=60), draw.variable(8), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    over = Both(check(seconds, "==", 0), check(minutes, "==", 0))
    program = (
        If(
            over,
            (put(flags, joined(flags, bit)),),
            (If(check(seconds, "==", 0), (put(seconds, 59), put(minutes, minus(minutes, 1))), (less(seconds),)),),
        ),
    )
    return program, (
        f"Write a routine that counts a clock down by a second: seconds {seconds.address} (0 to 59), minutes {minutes.address} (bytes). From 0 seconds it goes to 59 and a minute less; at 0:00 it stays there and mask ${bit:02X} is set in {flags.address}.",
        f"How do I tick a mm:ss countdown with an end flag? minutes {minutes.address}, seconds {seconds.address} < 60; at 0:00 only set ${bit:02X} in byte {flags.address}.",
        f"if m == 0 and s == 0: byte[{flags.address}] |= ${bit:02X}; elif s == 0: s = 59, --m; else --s; m = byte[{minutes.address}], s = byte[{seconds.address}] < 60.",
        f"The escape timer: {minutes.address} minutes and {seconds.address} seconds (always under 60), one second less each call, borrowing a minute when needed. No time left at the start of a call: raise bit {bit.bit_length() - 1} of {flags.address} and leave the clock.",
    )


RECIPES = (
    level_up,
    hurt_with_knockback,
    open_chest_fully,
    rebuild_list_and_count,
    push_history,
    swap_teams,
    buy_item,
    start_boss_fight,
    flip_picture_list,
    backup_and_clear,
    hit_combo_score,
    xor_total_and_flag,
    hatch_egg,
    sail_day,
    clear_matching_and_reward,
    shut_down_shot,
    minus_and_mark,
)
