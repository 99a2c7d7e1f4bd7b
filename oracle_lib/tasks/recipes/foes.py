"""Foes with more to them: wounds that close, armour plates, threat, spawn rules, first drops, dodges and swarms."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Compared,
    Count,
    Each,
    Extreme,
    Field,
    Half,
    Here,
    If,
    Item,
    Number,
    Position,
    Product,
    Read,
    Saturating,
    Scaled,
    Set,
    Shifted,
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


def wounds_close(draw: Drawer) -> Made:
    hit, quiet, hp = draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    frames, most = draw.rng.randrange(20, 200), draw.rng.randrange(12, 200)
    program = (
        If(check(hit, "!=", 0), (put(quiet, 0), Stop())),
        more(quiet),
        If(check(quiet, ">=", frames), (put(quiet, 0), more_up_to(hp, most))),
    )
    return program, (
        f"My troll should heal when nobody hits it. {hit.address} (0 or 1) is 1 when it was hit this frame, so the quiet counter {quiet.address} starts again at 0. Otherwise count a frame; at {frames} (or above) the counter is zeroed and HP {hp.address} goes up by one, {most} at most.",
        f"Enemy regen: +1 HP ({hp.address}, cap {most}) per {frames} frames without a hit. Counter {quiet.address} restarts at {frames} or above; hit flag {hit.address} (0/1) clears it. Bytes.",
        f"How do I let a foe regenerate one point every {frames} unhurt frames? hit flag {hit.address} (0 or 1), frame counter {quiet.address} (reset on a hit, and when it gets to {frames} or more, which heals), health {hp.address} up to {most}.",
        f"if hit: t = 0, else if ++t >= {frames}: t = 0, hp = min(hp + 1, {most}). hit {hit.address} (0/1), t {quiet.address}, hp {hp.address}, bytes.",
        f"Write a routine called every frame that gives the health byte {hp.address} one point (never more than {most}) whenever {frames} calls in a row, or more, found {hit.address} at zero (it is 0 or 1). The run of such calls is counted in {quiet.address}, which is zeroed when the point is given; a call that finds {hit.address} nonzero only sets that count to 0.",
    )


def blast_falls_off(draw: Drawer) -> Made:
    xs, hp = draw.one(draw.slots, draw.records)(8, 8)
    bomb, dead = draw.variable(8), draw.variable(8)
    power = draw.rng.randrange(12, 80)
    own = Algorithms(draw).own
    harm = own("harm")
    program = (
        put(dead, 0),
        Each(
            (xs, hp),
            (
                put(harm, Saturating("subtract", Number(power), Binary("distance", Read(Here(xs)), Read(bomb)), 0)),
                less_down_to(Here(hp), 0, harm),
                when(check(Here(hp), "==", 0), more(dead)),
            ),
        ),
    )
    return program, (
        f"Write a bomb blast with falloff for {xs.length} enemies: each loses {power} minus its horizontal distance to the bomb's x {bomb.address} (nothing if that is negative). X: {where(xs)}; health: {where(hp)}, floor 0. Afterwards {dead.address} says how many have no health.",
        f"Explosion, damage max({power} - |x - {bomb.address}|, 0) to every slot. x = {where(xs)}, hp = {where(hp)}, clamp at 0. Count of hp == 0 -> {dead.address}.",
        f"How do I make an explosion hurt less further away? Full {power} points at the centre ({bomb.address}), one less per pixel. {xs.length} sprites, x: {where(xs)}, HP: {where(hp)} (no underflow). I also want the number of slots at zero HP in {dead.address}.",
        f"The bomb at column {bomb.address} hurts whom it reaches: {power} in the middle, one point less for each pixel away, until nothing is left. Foes' columns are the {where(xs)}, their lives the {where(hp)}; tell me in {dead.address} how many lives are zero after it, those dead before included.",
    )


def plates_fall(draw: Drawer) -> Made:
    plates, side, hp = draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    damage, shift = draw.rng.randrange(1, 20), draw.one(0, 4)
    masks = Table("PlateTable", "plate mask", tuple(1 << (n + shift) for n in range(4)))
    mask = Algorithms(draw).own("mask")
    program = (
        put(mask, at(masks, side)),
        If(
            Compared("!=", masked(plates, mask), Number(0)),
            (put(plates, Binary("xor", Read(plates), Read(mask))),),
            (less_down_to(hp, 0, damage),),
        ),
    )
    return program, (
        f"A knight wears four plates, one a side: bits {shift} to {shift + 3} of {plates.address}. A blow from side {side.address} (0-3, side n is bit {shift} + n) knocks that plate off if it is there; otherwise it costs him {damage} health ({hp.address}, stops at 0).",
        f"Armor plates: bit {shift} + byte[{side.address}] of {plates.address}. Set -> clear it, no damage. Clear -> {hp.address} -= {damage}, min 0. Side is 0..3.",
        f"How do I do directional armour that breaks? Hit direction byte {side.address} < 4, plate flags in {plates.address} from bit {shift} up, {damage} damage to HP byte {hp.address} when the plate is gone already (clamped to zero).",
        f"Write a routine for a hit on an armoured enemy: the side number {side.address} (below 4) picks a bit of {plates.address}, with side 0 at bit {shift} and the others above it. If the bit is on, the plate absorbs the hit and its bit is removed. If not, subtract {damage} from {hp.address} without going under 0.",
        f"m = ${1 << shift:02X} << s; if p & m: p &= ~m; else hp = max(hp - {damage}, 0). p {plates.address}, s {side.address} (0-3), hp {hp.address}.",
    )


def venom_stacks(draw: Drawer) -> Made:
    stacks, hp, weak = draw.variable(8), draw.variable(8), draw.variable(8)
    each, limit = draw.one(2, 3, 4, 5, 6), draw.rng.randrange(8, 60)
    harm = Scaled(Field(Read(stacks), 0, 4), each)
    program = (
        less_down_to(hp, 0, harm),
        when(Bits(Read(stacks), 0x0F, "any"), less(stacks)),
        If(check(hp, "<", limit), (put(weak, joined(weak, 0x80)),), (put(weak, masked(weak, 0x7F)),)),
    )
    return program, (
        f"Stacking venom: the low nibble of {stacks.address} counts the stacks. A tick takes {each} HP per stack from {hp.address} (down to 0), then one stack wears off, if there was any (the high nibble isn't touched). The top bit of {weak.address} shows whether HP is below {limit} afterwards.",
        f"Poison tick: n = {stacks.address} & 15; hp = max(hp - {each}*n, 0); n ? --stacks : nothing; bit 7 of {weak.address} = hp < {limit}. hp = byte {hp.address}.",
        f"How do I run a poison with up to 15 doses that fade one a tick? Doses in bits 0-3 of {stacks.address} (keep bits 4-7), {each} damage per dose to byte {hp.address}, no wrap; bit 7 of {weak.address} set under {limit} health, else clear.",
        f"Write the tick of a poison that weakens: subtract {each} times (byte {stacks.address} AND 15) from the health {hp.address}, not below zero, lower that nibble by one unless it is 0, and set bit 7 of {weak.address} when the health is then less than {limit}, otherwise clear it. Other bits stay.",
    )


def kill_chain(draw: Drawer) -> Made:
    chain, window, score = draw.variable(8), draw.variable(8), draw.variable(16)
    most, frames, points = draw.rng.randrange(4, 10), draw.rng.randrange(30, 200), draw.one(5, 10, 20, 25)
    program = (
        If(check(window, "!=", 0), (more_up_to(chain, most),), (put(chain, 1),)),
        put(window, frames),
        more(score, Scaled(Widened(Read(chain)), points)),
    )
    return program, (
        f"An enemy died. If the chain timer {window.address} still runs (nonzero) the chain {chain.address} grows by one, {most} is the longest; if it has run out the chain is 1. Restart the timer at {frames} and add {points} * chain to the score word {score.address}.",
        f"Kill combo: {window.address} != 0 ? chain = min(chain + 1, {most}) : chain = 1; timer = {frames}; 16-bit score {score.address} += {points} * chain. chain = byte {chain.address}.",
        f"How do I pay more for quick kills? Chain length byte {chain.address} (max {most}), chain window byte {window.address} (reload {frames} on every kill), {points} points times the new chain length onto word {score.address}; a window of zero starts over with 1.",
        f"Write what happens at a kill: continue the series in {chain.address} (up to {most}) when {window.address} is not zero, else begin a new one at 1, put {frames} into {window.address}, and reward {points} points for each link of the series, added to the 16 bits at {score.address}.",
    )


def bones_rise(draw: Drawer) -> Made:
    hp, lives, timer = draw.variable(8), draw.variable(8), draw.variable(8)
    health, frames = draw.rng.randrange(2, 60), draw.rng.randrange(40, 200)
    program = (
        If(check(hp, "!=", 0), (put(timer, frames), Stop())),
        If(check(lives, "==", 0), (Stop(),)),
        less_down_to(timer, 0),
        If(check(timer, "==", 0), (less(lives), put(hp, health))),
    )
    return program, (
        f"Skeleton that gets up again: while HP {hp.address} isn't zero keep {timer.address} at {frames}. Dead with reassemblies left ({lives.address} > 0): count {timer.address} down (not below 0); at 0 spend one of {lives.address} and stand up with {health} HP. None left: it stays down.",
        f"Stalfos revive. hp {hp.address}, revives {lives.address}, timer {timer.address}. hp>0: timer={frames}. hp=0 and revives>0: timer-1 (sat 0), when 0: revives-1, hp={health}. hp=0, revives=0: nothing.",
        f"How do I let an enemy come back {frames} frames after its death, only as often as {lives.address} says? Health {hp.address} (restored to {health}, which uses up one of {lives.address}); the countdown {timer.address} is reloaded with {frames} as long as it lives, falls by 1 a frame (not under 0) while it's dead with some of {lives.address} left, and wakes it when it is 0. Without any left nothing changes.",
        f"Write a routine, called once a frame. Living bones ({hp.address} nonzero) only reload {timer.address} with {frames}. Fallen bones with {lives.address} at zero do nothing. Other fallen bones lower {timer.address} by one unless it is zero, and if it is zero then, {lives.address} drops by one and {hp.address} becomes {health}.",
    )


def first_drop_sure(draw: Drawer) -> Made:
    kind, roll, drop = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    seen = draw.variable(8)
    masks = Table("KindMaskTable", "kind mask", tuple(1 << n for n in range(8)))
    goods = draw.table(8)
    chance = draw.rng.randrange(16, 120)
    mask = Algorithms(draw).own("mask")
    program = (
        put(drop, 0),
        put(mask, at(masks, kind)),
        If(
            Compared("==", masked(seen, mask), Number(0)),
            (put(seen, joined(seen, mask)), put(drop, at(goods, kind)), Stop()),
        ),
        when(check(roll, "<", chance), put(drop, at(goods, kind))),
    )
    return program, (
        f"The first kill of each of eight species always drops its item, later ones only if the random byte {roll.address} is below {chance}. Species {kind.address} (0-7) has bit n of {seen.address} for 'killed before' (set it). Items: {listed(goods)}. What drops goes to {drop.address}, 0 for nothing.",
        f"Guaranteed first drop: bit {kind.address} of {seen.address} clear -> set it, drop = item[kind]. Else drop = item[kind] if {roll.address} < {chance} else 0. item = {listed(goods)}; kind < 8; drop byte {drop.address}.",
        f"How do I make the first loot of every enemy kind certain? kind byte {kind.address} (below 8), one bit per kind in {seen.address}, RNG byte {roll.address} (under {chance} = luck), loot by kind {listed(goods)}, result {drop.address} or 0.",
        f"Write the loot roll for a slain beast of kind {kind.address} (0 to 7). Its treasure is the kind's entry of {listed(goods)}. It leaves it behind when its flag in {seen.address} (bit 0 for kind 0 and so on) was still off, which turns it on, or when {roll.address} is less than {chance}. {drop.address} receives the treasure, or zero when there is none.",
    )


def pain_shared(draw: Drawer) -> Made:
    one, other, damage = (draw.variable(8) for _ in range(3))
    small = Algorithms(draw).own("half")
    program = (
        put(small, Shifted(Read(damage), "right", 1)),
        less_down_to(other, 0, small),
        less_down_to(one, 0, minus(damage, small)),
    )
    return program, (
        f"Two linked golems share every wound: the damage {damage.address} is halved between HP {one.address} and HP {other.address}, an odd point goes to the first. Both stop at 0.",
        f"Split dmg {damage.address}: {other.address} -= dmg >> 1, {one.address} -= dmg - (dmg >> 1), both saturating at 0. The damage byte stays.",
        f"How do I spread damage over a pair of enemies? Damage byte {damage.address}; health bytes {one.address} (takes the larger half) and {other.address} (the smaller); clamp to zero.",
        f"Write a routine where a blow of {damage.address} points hurts two twins alike. Each loses half, and where the blow is odd {one.address} loses the extra point and {other.address} doesn't. No health byte drops under zero.",
        f"hp1 = max(hp1 - ceil(d / 2), 0), hp2 = max(hp2 - floor(d / 2), 0); hp1 {one.address}, hp2 {other.address}, d {damage.address}; unsigned bytes.",
    )


def absorb_or_suffer(draw: Drawer) -> Made:
    element, hp = draw.variable(8), draw.variable(8)
    damage = draw.variable(8, below=0x60)
    heal, weak = draw.rng.sample([1 << n for n in range(8)], 2)
    most = draw.rng.randrange(100, 250)
    program = (
        If(Bits(Read(element), heal, "any"), (more_up_to(hp, most, damage), Stop())),
        If(
            Bits(Read(element), weak, "any"),
            (less_down_to(hp, 0, Scaled(Read(damage), 2)),),
            (less_down_to(hp, 0, damage),),
        ),
    )
    return program, (
        f"A fire spirit drinks one element and fears another: an attack whose element byte {element.address} has ${heal:02X} heals it by the damage {damage.address} (HP {hp.address} to {most} at most); otherwise one with ${weak:02X} does double; the rest plain. HP doesn't go below 0, and the damage is under $60.",
        f"Elements: {element.address} & ${heal:02X} -> hp += dmg, cap {most}. Else & ${weak:02X} -> hp -= 2*dmg. Else hp -= dmg. hp {hp.address} floor 0; dmg {damage.address} < $60.",
        f"How do I do absorb and weakness? Attack flags {element.address}: absorb bit ${heal:02X} (checked first), weak bit ${weak:02X}; strength {damage.address}, less than 96; enemy health {hp.address}, limits 0 and {most} (the latter when healing).",
        f"Write a routine that applies an elemental hit of {damage.address} points (always < 96) to {hp.address}. Flag ${heal:02X} of {element.address} makes it a cure, with {most} as the ceiling. Without that flag, flag ${weak:02X} doubles the harm. Harm ends at zero.",
    )


def summon_helper(draw: Drawer) -> Made:
    kinds, lives = draw.slots(8, 8)
    timer = draw.variable(8)
    kind, most = draw.rng.randrange(1, 200), draw.one(2, 3, 4)
    health, pause = draw.rng.randrange(2, 40), draw.rng.randrange(60, 250)
    own = Algorithms(draw).own
    count, free = own("count"), own("free slot")
    program = (
        Set(count, Count(kinds, check(Here(kinds), "==", kind))),
        If(check(count, ">=", most), (Stop(),)),
        Set(free, Position(kinds, check(Here(kinds), "==", 0), 0xFF)),
        If(check(free, "==", 0xFF), (Stop(),)),
        put(at(kinds, free), kind),
        put(at(lives, free), health),
        put(timer, pause),
    )
    return program, (
        f"A necromancer calls a helper of type ${kind:02X}, but never has more than {most}: count them among the {where(kinds)} (type, 0 = free slot). If there are fewer and a slot is free, the first free one gets the type and {health} HP (the {where(lives)}), and his pause {timer.address} becomes {pause}. Otherwise nothing.",
        f"Summon: if count(type == ${kind:02X}) < {most} and a slot has type 0, first such slot: type = ${kind:02X}, hp = {health}; {timer.address} = {pause}. type: {where(kinds)}; hp: {where(lives)}.",
        f"How do I spawn a minion only while fewer than {most} are around? Types: {where(kinds)} (minion ${kind:02X}, empty 0, lowest empty slot is taken); health: {where(lives)}, starts at {health}. On success set cooldown {timer.address} to {pause}; leave everything alone if the limit is reached or no slot is free.",
        f"Write a routine that adds one bat (${kind:02X}) to the {kinds.length} sprite slots unless {most} or more are flying already or all slots are in use. Kinds are at {kinds.address}, hit points at {lives.address}, a byte a slot; kind 0 marks an unused one, the first of them is used, with {health} hit points. After a birth, and only then, {timer.address} is {pause}.",
    )


def threat_list(draw: Drawer) -> Made:
    threat = draw.array(8, draw.one(2, 3, 4))
    who, damage, target = draw.variable(8, below=threat.length), draw.variable(8), draw.variable(8)
    program = (
        put(at(threat, who), Saturating("add", Read(Item(threat, Read(who))), Read(damage), 255)),
        Set(target, Extreme("max", threat, True)),
    )
    return program, (
        f"Aggro for a party of {threat.length}: member {who.address} (below {threat.length}) just dealt {damage.address} damage, which adds to his threat (the {where(threat)}, 255 at most). Then the boss turns to whoever has the most: number to {target.address}, of equals the first.",
        f"threat[{who.address}] += {damage.address} (saturate 255); {target.address} = argmax(threat), lowest index on ties. threat = {where(threat)}.",
        f"How do I let an enemy attack the member that angered it most? Threat bytes: {where(threat)}; attacker index {who.address} < {threat.length}; points {damage.address}; write the index of the largest to {target.address} after adding (no wrap past 255, earlier one wins a draw).",
        f"Write a routine that records anger: add the byte {damage.address} to entry {who.address} (always less than {threat.length}) of the anger list at {threat.address}, {threat.length} bytes, without exceeding 255, and store in {target.address} the number of the entry that is now largest, or the first of several.",
    )


def telegraph_charge(draw: Drawer) -> Made:
    state, timer, speed = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    wind, dash, rest = (draw.rng.randrange(10, 100) for _ in range(3))
    fast = draw.rng.randrange(16, 64)
    program = (
        less(timer),
        If(check(timer, "!=", 0), (Stop(),)),
        Switch(
            Read(state),
            (
                (0, (put(state, 1), put(timer, dash), put(speed, fast))),
                (1, (put(state, 2), put(timer, rest), put(speed, 0))),
                (2, (put(state, 0), put(timer, wind))),
            ),
        ),
    )
    return program, (
        f"A bull has three states in {state.address}: 0 pawing, 1 charging, 2 panting. Every frame its timer {timer.address} drops by 1 (mod 256), and when it is 0 the next state begins: after 0 comes 1 for {dash} frames at speed {fast} ({speed.address}), after that 2 for {rest} at speed 0, then 0 for {wind} with the speed left alone.",
        f"Charge AI: --t ({timer.address}); t != 0: done. s ({state.address}, 0-2): 0 -> s=1,t={dash},v={fast}; 1 -> s=2,t={rest},v=0; 2 -> s=0,t={wind}. v = {speed.address}.",
        f"How do I code wind-up, dash and recovery as a state machine? State {state.address} (0, 1, 2 in that order, round and round), timer {timer.address} decremented each call, speed {speed.address}. Entering 1: timer {dash}, speed {fast}. Entering 2: timer {rest}, speed 0. Entering 0: timer {wind}.",
        f"Write the charge of an armoured boar. Count {timer.address} down by one, and go on only when it has become 0. Then switch {state.address} (below 3): from winding up (0) to charging (1), with {fast} in {speed.address} and {dash} in the timer; from charging to tired (2), with speed 0 and timer {rest}; from tired to winding up, with timer {wind}.",
    )


def slime_splits(draw: Drawer) -> Made:
    sizes, xs = draw.slots(8, 8)
    slot = draw.variable(8, below=sizes.length)
    free = Algorithms(draw).own("free")
    apart = draw.rng.randrange(4, 24)
    program = (
        If(check(at(sizes, slot), "<", 2), (put(at(sizes, slot), 0), Stop())),
        put(at(sizes, slot), minus(at(sizes, slot), 1)),
        Set(free, Position(sizes, check(Here(sizes), "==", 0), 0xFF)),
        If(check(free, "==", 0xFF), (Stop(),)),
        put(at(sizes, free), at(sizes, slot)),
        put(at(xs, free), plus(at(xs, slot), apart)),
    )
    return program, (
        f"Slime {slot.address} (slot, below {sizes.length}) was cut. Sizes: {where(sizes)}, 0 = empty slot; x: {where(xs)}. Size 0 or 1: it becomes 0. Larger: it shrinks by one, and if some slot is empty the first of those becomes a twin of the new size, {apart} pixels to the right (x may wrap).",
        f"Split slot s = {slot.address} < {sizes.length}: size[s] < 2 -> size[s] = 0. Else --size[s]; j = first size 0 (none: stop); size[j] = size[s], x[j] = x[s] + {apart}. size {sizes.address}, x {xs.address}, {sizes.length} bytes each.",
        f"How do I make a hit slime break in two smaller ones? Size per slot: {where(sizes)} (0 free); x per slot: {where(xs)}; hit slot {slot.address}. At size 1 (or 0) it dies. No free slot for the second half: only the first one stays.",
        f"Write the split of a blob: blob number {slot.address} (less than {sizes.length}) of size two or more loses a size and a copy of it (that size, and x plus {apart}) takes the lowest empty slot, if there is one. A blob of size one or zero disappears, which is size 0. Size bytes start at {sizes.address}, x bytes at {xs.address}; {sizes.length} slots.",
    )


def level_scales_foe(draw: Drawer) -> Made:
    base, level, hp = draw.variable(8), draw.variable(8, below=draw.one(16, 32, 64)), draw.variable(8)
    shift = draw.one(3, 4, 5)
    total = Algorithms(draw).own("total", 16)
    bonus = Shifted(Product(Read(base), Read(level)), "right", shift)
    program = (
        put(total, plus(bonus, Widened(Read(base)))),
        If(check(total, ">", 255), (put(hp, 255),), (put(hp, Half(Read(total), False)),)),
    )
    part = 1 << shift
    return program, (
        f"Enemy health grows with the area's level: HP = base + base * level / {part} (fraction dropped), 255 at most. Base {base.address}, level {level.address} (below {level.below}), result {hp.address}.",
        f"{hp.address} = min(b + (b * l >> {shift}), 255); b = {base.address}, l = {level.address} < {level.below}; the product is 16 bits.",
        f"How do I scale a foe by 1/{part} of its base HP per level? base byte {base.address}, level byte {level.address} (< {level.below}), scaled HP to {hp.address}, clamped to a byte.",
        f"Write a routine that makes enemies tougher: multiply the basic health {base.address} by the level {level.address} (always under {level.below}), divide by {part} rounding down, add the basic health, and put the sum, but never more than 255, into {hp.address}.",
    )


def bounty_board(draw: Drawer) -> Made:
    kills = draw.array(8, draw.one(4, 6, 8))
    kind, gold = draw.variable(8, below=kills.length), draw.variable(16)
    quota = Table("QuotaTable", "quota", tuple(draw.rng.randrange(3, 30) for _ in range(kills.length)))
    reward, most = draw.rng.randrange(20, 400), draw.one(999, 9999)
    program = (
        put(at(kills, kind), plus(at(kills, kind), 1)),
        If(
            check(at(kills, kind), ">=", at(quota, kind)),
            (put(at(kills, kind), 0), more_up_to(gold, most, reward)),
        ),
    )
    return program, (
        f"Bounties: a monster of kind {kind.address} (below {kills.length}) was slain. Raise its count in the {where(kills)}; when that reaches the kind's quota ({listed(quota)}) or is beyond it, it starts again at 0 and {reward} gold is paid into the word {gold.address} (limit {most}).",
        f"++kill[k]; if kill[k] >= quota[k]: kill[k] = 0, gold = min(gold + {reward}, {most}). k = {kind.address} < {kills.length}, kill = {where(kills)}, quota = {listed(quota)}, gold = word {gold.address}.",
        f"How do I pay {reward} rupees for every so many kills (or more) of a species? Species {kind.address}, counters {where(kills)}, needed kills by species {listed(quota)}, purse (16-bit, max {most}) {gold.address}; the counter is reset when paid.",
        f"Write the hunter's board. Kind byte[{kind.address}] (always < {kills.length}) gets one more mark on the list at {kills.address} ({kills.length} bytes). If there are at least as many marks as the board asks for ({listed(quota)} for kinds 0 to {kills.length - 1}), wipe that kind's marks to zero and add {reward} to the money {gold.address}, two bytes, which never exceeds {most}.",
    )


def dodges_every_nth(draw: Drawer) -> Made:
    count, hp, dodged = draw.variable(8), draw.variable(8), draw.variable(8)
    nth, damage = draw.rng.randrange(3, 8), draw.rng.randrange(1, 16)
    program = (
        more(count),
        If(
            check(count, ">=", nth),
            (put(count, 0), put(dodged, 1)),
            (put(dodged, 0), less_down_to(hp, 0, damage)),
        ),
    )
    return program, (
        f"A ninja sidesteps every {nth}th shot. Count shots in {count.address}; at {nth} or more the count is cleared and {dodged.address} = 1. Other shots hit: {dodged.address} = 0 and {hp.address} loses {damage}, not below 0.",
        f"++c; c >= {nth} ? (c = 0, dodge = 1) : (dodge = 0, hp = max(hp - {damage}, 0)). c {count.address}, dodge {dodged.address}, hp {hp.address}.",
        f"How do I let an enemy evade one shot in {nth}? Shot counter {count.address} (raised first; {nth} or more means evaded and resets it), evade flag {dodged.address} 1/0, {damage} damage to {hp.address} otherwise, saturating at zero.",
        f"Write a routine for a shot at a nimble foe: the byte {count.address} goes up by one. If that makes {nth} or more, he dodges, so the byte returns to 0 and {dodged.address} is set to 1. If it makes less he is hit: {dodged.address} is 0 and his health {hp.address} drops by {damage} but stops at zero.",
    )


def last_seen_place(draw: Drawer) -> Made:
    sees, hero, goal, memory = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    x = draw.variable(8)
    frames = draw.rng.randrange(40, 250)
    program = (
        If(check(sees, "!=", 0), (put(goal, hero), put(memory, frames)), (less_down_to(memory, 0),)),
        If(check(memory, "==", 0), (Stop(),)),
        If(check(x, "<", goal), (more(x), Stop())),
        when(check(x, ">", goal), less(x)),
    )
    return program, (
        f"A guard goes where he last saw the hero. If he sees him now ({sees.address} is 1, not 0): goal {goal.address} = hero's x {hero.address}, memory {memory.address} = {frames}. If not, the memory fades by 1 (not below 0). With any memory left he steps one pixel ({x.address}) towards the goal.",
        f"Last-known-position AI: sees {sees.address} (0/1) ? goal = hero, mem = {frames} : mem = max(mem - 1, 0); if mem: x += sign(goal - x). goal {goal.address}, hero {hero.address}, mem {memory.address}, x {x.address}; unsigned bytes.",
        f"How do I make a guard keep searching for {frames} frames after losing sight? Sight flag {sees.address} (0 or 1), hero x {hero.address}, remembered x {goal.address}, search timer {memory.address}, own x {x.address} (moves 1 per call towards the remembered x while the timer isn't 0, stands when there).",
        f"Write a routine for a watchman. In sight (byte {sees.address} is 1) the hero's column {hero.address} is copied to {goal.address} and {memory.address} is wound up to {frames}; out of sight (it is 0) {memory.address} runs down by one until 0. As long as it isn't 0 after that, the watchman's column {x.address} changes by one towards {goal.address}, or stays when equal. Unsigned bytes.",
    )


def rare_color_twin(draw: Drawer) -> Made:
    roll, hp, palette, prize = (draw.variable(8) for _ in range(4))
    mask = draw.one(0x0F, 0x1F, 0x3F)
    gold, bonus = draw.rng.randrange(1, 8), draw.rng.randrange(2, 60)
    program = (
        If(Bits(Read(roll), mask, "any"), (put(palette, 0), Stop())),
        put(palette, gold),
        put(hp, Saturating("add", Read(hp), Read(hp), 255)),
        more(prize, bonus),
    )
    return program, (
        f"One enemy in {mask + 1} is a golden one: that's when the low bits ${mask:02X} of the random byte {roll.address} are all 0. It gets palette {gold} ({palette.address}), twice its health {hp.address} (255 at most) and {bonus} more reward ({prize.address}, wraps). All others get palette 0 and nothing else.",
        f"Shiny roll: {roll.address} & ${mask:02X} == 0 -> {palette.address} = {gold}, {hp.address} = min(2*hp, 255), {prize.address} += {bonus}. Else {palette.address} = 0.",
        f"How do I give 1 in {mask + 1} spawns a rare form? RNG byte {roll.address} (mask ${mask:02X}), palette byte {palette.address} ({gold} rare, 0 normal), double HP {hp.address} saturating at 255, and {bonus} on top of the reward byte {prize.address} for rare ones.",
        f"Write a routine at an enemy's birth. When no bit of ${mask:02X} is set in {roll.address} it's a rare one: its colours {palette.address} are number {gold}, its life {hp.address} doubles but stops at $FF, its worth {prize.address} rises by {bonus} (8 bits). Whenever a bit is set the colours are number 0 and the rest stays.",
    )


RECIPES = (
    wounds_close,
    blast_falls_off,
    plates_fall,
    venom_stacks,
    kill_chain,
    bones_rise,
    first_drop_sure,
    pain_shared,
    absorb_or_suffer,
    summon_helper,
    threat_list,
    telegraph_charge,
    slime_splits,
    level_scales_foe,
    bounty_board,
    dodges_every_nth,
    last_seen_place,
    rare_color_twin,
)
