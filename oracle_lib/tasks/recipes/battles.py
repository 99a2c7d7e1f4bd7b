"""Fights: hits, shields, combos, experience, turns and resistances."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Chosen,
    Compared,
    Count,
    Each,
    Extreme,
    Here,
    If,
    Item,
    Number,
    Product,
    Quotient,
    Read,
    Report,
    Saturating,
    Set,
    Shifted,
    Some,
    Stop,
    Table,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, less_down_to, listed, more, more_up_to, put, size, where

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def strike(draw: Drawer) -> Made:
    health, attack, armor = draw.variable(8), draw.variable(8), draw.variable(8)
    least = draw.one(0, 1, 1, draw.rng.randrange(2, 6))
    through: Saturating = Saturating("subtract", Read(attack), Read(armor), 0)
    hit = through if least == 0 else Binary("max", through, Number(least))
    scratch = f"every hit costs at least {least}" if least else "a hit that the armor swallows costs nothing"
    return (less_down_to(health, 0, hit),), (
        f"Write a routine that lands a hit: damage is the attack at {attack.address} minus the armor at {armor.address} (bytes, unsigned), {scratch}; take it from the health byte {health.address}, which ends at 0 at the lowest.",
        f"How do I subtract armored damage? Attack {attack.address}, armor {armor.address}, health {health.address}, all bytes; {scratch}, and health never wraps below 0.",
        f"dmg = max(byte[{attack.address}] - byte[{armor.address}], {least}); byte[{health.address}] = max(byte[{health.address}] - dmg, 0), nothing wraps.",
        f"The orc swings with a force of {attack.address}; my hero's mail stops {armor.address} of it ({scratch}). The rest goes off the hit points in {health.address}, down to zero. One byte each.",
        f"Hit resolution, unsigned bytes: HP {health.address}, ATK {attack.address}, DEF {armor.address}. Note: {scratch}; HP floor 0.",
    )


def guard_softens(draw: Drawer) -> Made:
    health, damage, guard = draw.variable(8), draw.variable(8), draw.variable(8)
    mask, shift = 1 << draw.rng.randrange(8), draw.one(1, 1, 2, 3)
    taken = Chosen(
        Bits(Read(guard), mask, "any"),
        Shifted(Read(damage), "right", shift),
        Read(damage),
    )
    part = {1: "half", 2: "a quarter", 3: "an eighth"}[shift]
    return (less_down_to(health, 0, taken),), (
        f"Write a routine that applies the damage byte {damage.address} to the health byte {health.address} (not below 0); while mask ${mask:02X} of {guard.address} is set the player blocks and only {part} of it, rounded down, counts.",
        f"How do I make blocking cut damage to {part}? Damage {damage.address}, blocking = ${mask:02X} set in {guard.address}, health {health.address} stops at 0. Bytes; the fraction is dropped. {damage.address} itself stays.",
        f"d = byte[{damage.address}]; if byte[{guard.address}] & ${mask:02X}: d >>= {shift}; byte[{health.address}] = max(byte[{health.address}] - d, 0).",
        f"A raised shield (${mask:02X} in the byte {guard.address}) lets through {part} of a blow, an unguarded hero takes it all. Blow: {damage.address}. Health: {health.address}, zero is the end.",
        f"Guarding: flag ${mask:02X} @ {guard.address}; dmg byte {damage.address} -> {part} (floor); HP byte {health.address}, saturates at 0.",
    )


def shield_breaks_first(draw: Drawer) -> Made:
    health, shield, damage = draw.variable(8), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, Saturating("subtract", Read(damage), Read(shield), 0)),
        less_down_to(shield, 0, Read(damage)),
        less_down_to(health, 0, Read(rest)),
    )
    return program, (
        f"Write a routine that lets a barrier take damage before the player does: the damage byte {damage.address} eats up the barrier {shield.address}, and what the barrier could not stop comes off the health {health.address}. Both bytes stop at 0.",
        f"How do I spend shield points before hit points? Shield {shield.address}, health {health.address}, damage {damage.address}; unsigned bytes, neither falls below zero, the excess over the shield hits health.",
        f"over = max(byte[{damage.address}] - byte[{shield.address}], 0); byte[{shield.address}] = max(byte[{shield.address}] - byte[{damage.address}], 0); byte[{health.address}] = max(byte[{health.address}] - over, 0).",
        f"The force field of my ship holds {shield.address} points. A shot of {damage.address} drains it; only what is left of the shot reaches the hull at {health.address}. All bytes, floors at 0.",
        f"Two-layer HP: outer byte {shield.address}, inner byte {health.address}. Apply byte {damage.address} to the outer one, spill the remainder into the inner one, clamp both to 0.",
    )


def critical_hit(draw: Drawer) -> Made:
    roll, damage, chance = draw.variable(8), draw.variable(8), draw.rng.randrange(8, 100)
    top = draw.one(255, 255, 99, 200)
    lucky = check(roll, "<", chance)
    double = more_up_to(damage, top, Read(damage))
    return (If(lucky, (double,)),), (
        f"Write a routine for critical hits: if the random byte {roll.address} is less than {chance}, double the damage byte {damage.address}, to {top} at most.",
        f"How do I give a {chance}-in-256 chance of twice the damage? Random number {roll.address}, damage {damage.address}; on a value below {chance} it doubles and stops at {top}. Otherwise nothing is touched.",
        f"if byte[{roll.address}] < {chance}: byte[{damage.address}] = min(2 * byte[{damage.address}], {top}).",
        f"Lucky strike! The dice lie in {roll.address}. Anything under ${chance:02X} means my sword hits twice as hard: {damage.address} (byte) times two, with ${top:02X} as the ceiling.",
    )


def combo_goes_on(draw: Drawer) -> Made:
    landed, combo, window = draw.variable(8), draw.variable(8), draw.variable(8)
    most, frames = draw.one(9, 10, 20, 50, 99), draw.rng.randrange(15, 120)
    program = (If(check(landed, "!=", 0), (more_up_to(combo, most), put(window, frames))),)
    return program, (
        f"Write a routine that prolongs a combo: when the byte {landed.address} is not 0 a hit has landed, so raise the combo at {combo.address} by 1 (to no more than {most}) and put {frames} frames back on its timer {window.address}.",
        f"How do I count a combo? A nonzero byte {landed.address} = hit this frame. Then counter {combo.address} + 1, limit {most}, and time window {window.address} = {frames}. No hit: neither changes.",
        f"if byte[{landed.address}]: byte[{combo.address}] = min(byte[{combo.address}] + 1, {most}), byte[{window.address}] = {frames}.",
        f"Chain bonus: each connecting blow (nonzero at {landed.address}) is worth one link in {combo.address}, and the player gets ${frames:02X} frames (to {window.address}) for the next. {most} links are the most; a longer chain shrinks to that.",
        f"combo byte {combo.address} (max {most}), window byte {window.address} (reload {frames}), trigger byte {landed.address} != 0.",
    )


def knock_back(draw: Drawer) -> Made:
    width = draw.one(8, 16, 16)
    me, foe = draw.variable(width), draw.variable(width)
    force = draw.rng.randrange(2, 24)
    tie = draw.one("<", "<=")
    away = If(check(me, tie, Read(foe)), (less(me, force),), (more(me, force),))
    left = "left of" if tie == "<" else "left of or exactly at"
    return (away,), (
        f"Write a routine that knocks the hero back: his x is the {size(me)} {me.address}, the attacker's the {size(foe)} {foe.address} (unsigned). Subtract {force} if he is {left} the attacker, otherwise add {force}.",
        f"How do I push somebody away from what hit him? Victim {me.address}, source {foe.address}, {width}-bit unsigned. victim {tie} source: move {force} down; else {force} up. It may wrap.",
        f"{size(me)}[{me.address}] += ({size(me)}[{me.address}] {tie} {size(foe)}[{foe.address}]) ? -{force} : {force}.",
        f"Recoil: whoever stands {left} the bomb is thrown {force} pixels to the left, everyone else {force} to the right. Position: {me.address}; bomb: {foe.address}; {width} bits both.",
        f"{me.address} ({size(me)}): -{force} when {tie} {foe.address} ({size(foe)}, unsigned), +{force} in all other cases.",
    )


def earn_experience(draw: Drawer) -> Made:
    points, gain, level = draw.variable(16), draw.variable(8), draw.variable(8)
    need, most = draw.rng.randrange(100, 2000), draw.one(20, 50, 99, 100)
    program = (
        more(points, Widened(Read(gain))),
        If(
            check(points, ">=", need),
            (less(points, need), more_up_to(level, most)),
        ),
    )
    return program, (
        f"Write a routine that adds the byte {gain.address} to the experience word {points.address}; if that is then {need} or more, {need} points are used up for a level: the level byte {level.address} rises by 1, to {most} at most. At most one level a call.",
        f"How do I handle a level-up? Experience: word {points.address}, earned: byte {gain.address}, level: byte {level.address} (maximum {most}). A level costs {need} points, which are taken off. One check is enough.",
        f"word[{points.address}] += byte[{gain.address}]; if word[{points.address}] >= {need}: word[{points.address}] -= {need}, byte[{level.address}] = min(byte[{level.address}] + 1, {most}).",
        f"The slain beast yields {gain.address} (one byte) XP. My hero's {points.address} (16 bits) fills up; with {need} in it he grows to the next rank in {level.address} and the {need} are gone. Rank {most} is the last, but the points are spent there as well.",
    )


def cash_in_levels(draw: Drawer) -> Made:
    points, level = draw.variable(16), draw.variable(8)
    need = draw.rng.randrange(600, 9000)
    program = (While(check(points, ">=", need), (less(points, need), more(level))),)
    return program, (
        f"Write a routine that turns experience into levels: as long as the word {points.address} is at least {need}, take {need} away and add 1 to the level byte {level.address} (no upper limit, it wraps).",
        f"How do I grant several level-ups at once? Every {need} points of the 16-bit total {points.address} are worth one level in the byte {level.address}; the rest of the points remains.",
        f"while word[{points.address}] >= {need}: word[{points.address}] -= {need}; ++byte[{level.address}].",
        f"After the boss my experience at {points.address} (two bytes) may pay for more than one level. Each costs {need}; keep buying, counting them up in {level.address}, until there is too little left.",
    )


def pass_the_turn(draw: Drawer) -> Made:
    turn, rounds, count = draw.variable(8), draw.variable(8), draw.rng.randrange(3, 9)
    program = (
        more(turn),
        If(check(turn, ">=", count), (put(turn, 0), more(rounds))),
    )
    return program, (
        f"Write a routine that passes the turn to the next of {count} fighters: raise the byte {turn.address}; when it gets to {count} or beyond, fighter 0 is next and the round counter {rounds.address} goes up by 1.",
        f"How do I cycle through {count} combatants? Current one: byte {turn.address}. After the last (or any invalid number) comes 0 and a new round begins: {rounds.address} + 1, a byte that may wrap.",
        f"if ++byte[{turn.address}] >= {count}: byte[{turn.address}] = 0, ++byte[{rounds.address}].",
        f"Turn-based battle with {count} people at the table. Whose turn it is stands in {turn.address}; move on by one, and once everybody had his go start over at 0 and note another round in {rounds.address}.",
    )


def who_goes_first(draw: Drawer) -> Made:
    mine, theirs, result = draw.variable(8), draw.variable(8), draw.variable(8)
    relation = draw.one(">", ">=")
    ours, others = draw.one((0, 1), (1, 0), (0, 0x80), (1, 2))
    tie = "us" if relation == ">=" else "them"
    value = Chosen(check(mine, relation, Read(theirs)), Number(ours), Number(others))
    return (put(result, value),), (
        f"Write a routine that decides who starts: the faster side does. Our speed is the byte {mine.address}, theirs {theirs.address}, unsigned; a tie goes to {tie}. Store {ours} at {result.address} if we begin, {others} if they do.",
        f"How do I roll initiative? Compare the speeds {mine.address} (ours) and {theirs.address} (theirs), bytes; {result.address} becomes {ours} for us, {others} for them. Equal speeds: {tie}.",
        f"byte[{result.address}] = byte[{mine.address}] {relation} byte[{theirs.address}] ? {ours} : {others} (unsigned).",
        f"Ambush or not? If the party's agility ({mine.address}) {'is at least' if relation == '>=' else 'exceeds'} the monsters' ({theirs.address}), write {ours} to {result.address}, else {others}. One byte each.",
    )


def resist_element(draw: Drawer) -> Made:
    element, resists, damage = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    masks = tuple(1 << one for one in draw.rng.sample(range(8), 4))
    table = Table("ElementMaskTable", "element mask", masks)
    immune = draw.maybe(0.4)
    resisted = Compared("!=", Binary("and", Read(resists), Read(Item(table, Read(element)))), Number(0))
    step = put(damage, 0 if immune else Shifted(Read(damage), "right", 1))
    effect = "becomes 0" if immune else "is halved (rounded down)"
    return (If(resisted, (step,)),), (
        f"Write a routine that checks resistances: the attack's element is the byte {element.address} (0 to 3), its bit in the resistance byte {resists.address} is mask {listed(table)} for element 0, 1, 2, 3. If that bit is set, the damage byte {damage.address} {effect}.",
        f"How do I let an enemy resist fire, ice and the like? Element number {element.address}, below 4, picks a mask out of {listed(table)}; if {resists.address} has it, damage {damage.address} {effect}, otherwise it stays.",
        f"m = [{listed(table)}][byte[{element.address}]]; if byte[{resists.address}] & m: byte[{damage.address}] {'= 0' if immune else '>>= 1'}. (Element < 4.)",
        f"My mage knows four elements (number in {element.address}, always 0..3). The foe's ward byte {resists.address} has one bit for each: {listed(table)} in that order. Warded: the spell's power at {damage.address} {effect}.",
    )


def weak_against(draw: Drawer) -> Made:
    target, power = draw.variable(8), draw.variable(16)
    weak, factor = draw.rng.randrange(1, 256), draw.one(1, 1, 2)
    stronger = more(power, Shifted(Read(power), "right", factor))
    part = {1: "half", 2: "a quarter"}[factor]
    return (If(check(target, "==", weak), (stronger,)),), (
        f"Write a routine that adds {part} of itself (rounded down) to the attack word {power.address} if the target's type, the byte {target.address}, is ${weak:02X}; others get no bonus.",
        f"How do I let a weapon do {'50' if factor == 1 else '25'}% more against one species? Species byte {target.address}, bonus for ${weak:02X} only; strength: 16-bit value at {power.address}, integer arithmetic, wrap allowed.",
        f"if byte[{target.address}] == ${weak:02X}: word[{power.address}] += word[{power.address}] >> {factor}.",
        f"Silver hurts werewolves (kind ${weak:02X}). When {target.address} says it is one, raise the 16-bit damage at {power.address} by {part}, without the fraction.",
    )


def poison_tick(draw: Drawer) -> Made:
    status, health = draw.variable(8), draw.variable(draw.one(8, 16))
    bit = draw.rng.randrange(8)
    spare = draw.maybe(0.5)
    loss = 1 if draw.maybe(0.5) else draw.rng.randrange(2, 12)
    poisoned = Bits(Read(status), 1 << bit, "any")
    last = "leaves at least 1 point" if spare else "may kill, that is, go down to 0"
    floor = 1 if spare else 0
    if spare:
        step = If(check(health, ">", loss), (less(health, loss),), (put(health, 1),))
        program = (If(poisoned, (If(check(health, "!=", 0), (step,)),)),)
        dead = "; health 0 stays 0"
    else:
        program = (If(poisoned, (less_down_to(health, 0, loss),)),)
        dead = ""
    return program, (
        f"Write a routine for poison: while bit {bit} of the status byte {status.address} is set, each call costs {loss} of the health {size(health)} {health.address}; poison {last}{dead}.",
        f"How do I make poison drain {loss} HP a tick? Poisoned: bit {bit} of {status.address}. HP: {size(health)} {health.address}, lower limit {floor}{dead}.",
        f"if byte[{status.address}] & ${1 << bit:02X}: {size(health)}[{health.address}] = max({size(health)}[{health.address}] - {loss}, {floor}), no wrap{dead}.",
        f"Venom status (${1 << bit:02X} in {status.address}) gnaws {loss} off the hero's {health.width}-bit health at {health.address} whenever I call this. It {last}{dead}. Healthy heroes lose nothing.",
    )


def saved_by_fairy(draw: Drawer) -> Made:
    health, fairies = draw.variable(8), draw.variable(8)
    back = draw.rng.randrange(8, 160)
    program = (
        If(check(health, "!=", 0), (Stop(),)),
        If(check(fairies, "!=", 0), (less(fairies), put(health, back))),
    )
    return program, (
        f"Write a routine that revives the player: if the health byte {health.address} is 0 and there is at least one fairy (count byte {fairies.address}), use one up and set health to {back}.",
        f"How do I auto-use a revival item? Dead means byte {health.address} == 0; items are counted in the byte {fairies.address}. With none left or while alive, nothing happens; otherwise count - 1 and health = {back}.",
        f"if byte[{health.address}] == 0 && byte[{fairies.address}] != 0: byte[{fairies.address}] -= 1, byte[{health.address}] = {back}.",
        f"Phoenix feathers lie in {fairies.address}. The moment {health.address} is zero one of them burns and my hero stands up with ${back:02X} points. No feather, no miracle.",
    )


def mercy_frames(draw: Drawer) -> Made:
    health, mercy, damage = draw.variable(8), draw.variable(8), draw.rng.randrange(1, 40)
    frames = draw.rng.randrange(20, 150)
    program = (
        If(check(mercy, "!=", 0), (Stop(),)),
        less_down_to(health, 0, damage),
        put(mercy, frames),
    )
    return program, (
        f"Write a routine that hurts the player by {damage} unless he is invincible: as long as the byte {mercy.address} is not 0 nothing happens; otherwise {health.address} loses {damage} (down to 0) and {mercy.address} is set to {frames}.",
        f"How do I give invincibility frames after a hit? Counter {mercy.address}: nonzero = hit ignored. If it is 0: health byte {health.address} - {damage}, floor 0, and the counter starts at {frames}. I tick it elsewhere.",
        f"if byte[{mercy.address}] == 0: byte[{health.address}] = max(byte[{health.address}] - {damage}, 0); byte[{mercy.address}] = {frames}.",
        f"Touching the spikes costs {damage} of {health.address}, but then the hero flickers for ${frames:02X} frames ({mercy.address}) in which spikes cannot harm him. Health stops at zero; the flicker counter is only loaded here.",
    )


def heal_the_weakest(draw: Drawer) -> Made:
    [health] = draw.slots(8)
    amount, most = draw.rng.randrange(5, 60), draw.one(99, 100, 200, 255)
    weakest = Algorithms(draw).own("weakest")
    program = (
        Set(weakest, Extreme("min", health, index=True)),
        more_up_to(Item(health, Read(weakest)), most, amount),
    )
    return program, (
        f"Write a routine that heals the party member who needs it most: of the {where(health)} the smallest (the first of equals, unsigned) is raised by {amount}, to {most} at most.",
        f"How do I cast a healing spell of {amount} on whoever has the least HP? HP: {where(health)}; limit {most}; ties go to the lower number.",
        f"i = first index of the minimum of the {where(health)}; value[i] = min(value[i] + {amount}, {most}).",
        f"The cleric looks at his {health.length} friends (hit points, {where(health)}), picks the worst off, earlier ones first, and gives him {amount} points. Nobody is healed beyond {most}.",
    )


def does_it_hit(draw: Drawer) -> Made:
    roll, skill, dodge = draw.variable(8), draw.variable(8), draw.variable(8)
    margin = Saturating("subtract", Read(skill), Read(dodge), 0)
    least = draw.one(0, draw.rng.randrange(5, 30))
    chance = Binary("max", margin, Number(least)) if least else margin
    floor = f", but counts as {least} when it is smaller" if least else ""
    return (Report(Compared("<", Read(roll), chance)),), (
        f"Write a routine that decides whether a blow connects: the chance is accuracy {skill.address} minus evasion {dodge.address} (0 if evasion is higher){floor}. Return carry set if the random byte {roll.address} is below the chance, else clear. Unsigned bytes.",
        f"How do I do a hit roll? Roll {roll.address}, accuracy {skill.address}, evasion {dodge.address}. Hit (carry set) when roll < max(accuracy - evasion, {least}), miss = carry clear.",
        f"carry = byte[{roll.address}] < max(byte[{skill.address}] - byte[{dodge.address}], {least}), computed without wrapping.",
        f"Archers miss sometimes. Skill in {skill.address}, the target's nimbleness in {dodge.address}, a die from 0 to 255 in {roll.address}. Difference of the first two, not under {least}, is how many faces of the die hit. Tell me by the carry: set is a hit.",
    )


def fill_gauges(draw: Drawer) -> Made:
    gauge, speed = draw.one(draw.slots, draw.records)(8, 8)
    full = draw.one(255, 200, 100, 160)
    loop = Each((gauge, speed), (more_up_to(Here(gauge), full, Read(Here(speed))),))
    return (loop,), (
        f"Write a routine that fills the action gauges of {gauge.length} fighters: each gauge ({where(gauge)}) grows by the same fighter's speed ({where(speed)}) and stops at {full}.",
        f"How do I run active-time bars? Bars: {where(gauge)}. Speeds: {where(speed)}. bar += speed pairwise, ceiling {full}, no overflow.",
        f"for i in 0..{gauge.length - 1}: bar[i] = min(bar[i] + speed[i], {full}). bar: {where(gauge)}; speed: {where(speed)}.",
        f"While everybody waits, the bars fill. A bar at ${full:02X} is ready and goes no further. There are {gauge.length} bars, {where(gauge)}, and how quickly each rises is in {where(speed)}.",
    )


def share_spoils(draw: Drawer) -> Made:
    health = draw.one(draw.slots, draw.records)(8)[0]
    alive, prize, share = draw.variable(8), draw.variable(16), draw.variable(16)
    program = (
        Set(alive, Count(health, check(Here(health), "!=", 0))),
        If(
            check(alive, "!=", 0),
            (put(share, Quotient(Read(prize), Read(alive))),),
            (put(share, 0),),
        ),
    )
    return program, (
        f"Write a routine that shares the prize (word {prize.address}) among the living: count the nonzero values of the {where(health)} into the byte {alive.address}, and store prize / count, rounded down, as a word at {share.address}; 0 if nobody lives.",
        f"How do I split experience between survivors? Total: word {prize.address}. Alive: HP not 0, HP = {where(health)}. Their number goes to the byte {alive.address}, each one's part (integer division) to the word {share.address}, which is 0 when all are down.",
        f"n = byte[{alive.address}] = count of hp[i] != 0; word[{share.address}] = n ? word[{prize.address}] / n : 0. hp: {where(health)}.",
        f"Pirates divide the loot of {prize.address} (16 bits) by the heads still standing. Heads: {where(health)}, 0 = lost at sea. I want the count in {alive.address} (byte) and one pirate's coins in {share.address} (16 bits); if none stands, 0 coins. Leftovers sink.",
    )


def drain_life(draw: Drawer) -> Made:
    mine, theirs, power = draw.variable(8), draw.variable(8), draw.rng.randrange(4, 60)
    most, shift = draw.one(99, 160, 200, 255), draw.one(0, 1, 1, 2)
    taken = Algorithms(draw).own("taken")
    gain = Shifted(Read(taken), "right", shift) if shift else Read(taken)
    part = ("all", "half", "a quarter")[shift]
    program = (
        put(taken, Binary("min", Read(theirs), Number(power))),
        less(theirs, Read(taken)),
        more_up_to(mine, most, gain),
    )
    return program, (
        f"Write a routine that drains life: take {power} from the victim's health {theirs.address}, or all it has if that is less, and give {part} of what was taken (rounded down) to {mine.address}, up to {most}. Bytes.",
        f"How do I do a vampire bite? Victim HP byte {theirs.address}, own HP byte {mine.address} (limit {most}). The bite takes min(victim HP, {power}); {part} of that heals me, no rounding up.",
        f"t = min(byte[{theirs.address}], {power}); byte[{theirs.address}] -= t; byte[{mine.address}] = min(byte[{mine.address}] + {f'(t >> {shift})' if shift else 't'}, {most}).",
        f"The leech sucks {power} points out of {theirs.address}, never more than are there, and regains {part} of the catch in {mine.address}; above {most} it cannot hold anything.",
    )


def parry_window(draw: Drawer) -> Made:
    parry, mine, theirs = draw.variable(8), draw.variable(8), draw.variable(8)
    last, damage = draw.rng.randrange(3, 16), draw.rng.randrange(2, 40)
    program = (
        If(
            Between(Read(parry), 1, last),
            (less_down_to(theirs, 0, damage),),
            (less_down_to(mine, 0, damage),),
        ),
    )
    return program, (
        f"Write a routine that resolves a parry: if the frames since the button, the byte {parry.address}, are 1 to {last}, the enemy at {theirs.address} takes the {damage} damage himself; in any other case the player at {mine.address} does. Neither health byte drops below 0.",
        f"How do I reflect an attack inside a timing window? Timer {parry.address} in 1..{last} (inclusive): enemy HP {theirs.address} - {damage}. Outside: my HP {mine.address} - {damage}. Floors at 0.",
        f"target = (1 <= byte[{parry.address}] <= {last}) ? {theirs.address} : {mine.address}; byte[target] = max(byte[target] - {damage}, 0).",
        f"Perfect guard: pressed at the right moment ({parry.address} from 1 up to {last}) my hero turns the blow of {damage} round against {theirs.address}; too early or too late it is {mine.address} that suffers. Hit points stop at zero.",
    )


def staggered(draw: Drawer) -> Made:
    hits, stun = draw.variable(8), draw.variable(8)
    needed, frames = draw.rng.randrange(3, 12), draw.rng.randrange(30, 200)
    program = (
        more(hits),
        If(check(hits, ">=", needed), (put(hits, 0), put(stun, frames))),
    )
    return program, (
        f"Write a routine that staggers a boss on every {needed}th hit: count the hit in {hits.address}; at {needed} or more reset the count to 0 and stun him for {frames} frames in {stun.address}.",
        f"How do I stun an enemy after {needed} blows? Blow counter byte {hits.address}, stun timer byte {stun.address}. This runs once a blow: +1, and when the counter reaches {needed} (or is beyond) it is cleared and the timer gets {frames}.",
        f"if ++byte[{hits.address}] >= {needed}: byte[{hits.address}] = 0, byte[{stun.address}] = {frames}.",
        f"The knight's poise breaks after {needed} strikes. {hits.address} remembers how many he took; on the decisive one it goes back to zero and {stun.address} is loaded with ${frames:02X}.",
    )


def boss_stage(draw: Drawer) -> Made:
    health, stage = draw.variable(draw.one(8, 16)), draw.variable(8)
    top = 200 if health.width == 8 else 4000
    second = draw.rng.randrange(top // 2, top)
    third = draw.rng.randrange(top // 10, top // 3)
    reached = Chosen(check(health, "<", third), Number(2), Chosen(check(health, "<", second), Number(1), Number(0)))
    return (put(stage, Binary("max", Read(stage), reached)),), (
        f"Write a routine that advances a boss fight: with health ({size(health)} {health.address}) below {third} the stage byte {stage.address} is at least 2, below {second} at least 1. It never goes back, so a higher stage stays.",
        f"How do I switch boss phases by health without ever returning to an earlier one? Health: {size(health)} {health.address}, unsigned. Phase: byte {stage.address}. Under {third}: 2; under {second}: 1; else 0; keep the larger of old and new.",
        f"s = hp < {third} ? 2 : hp < {second} ? 1 : 0; byte[{stage.address}] = max(byte[{stage.address}], s), with hp = {size(health)}[{health.address}].",
        f"Wounded, my dragon gets angry: fewer than {second} points in {health.address} ({health.width} bits) mean fury 1, fewer than {third} fury 2. Fury lives in {stage.address}, and healing must not calm it down.",
    )


def battle_result(draw: Drawer) -> Made:
    ours, theirs = draw.array(8, draw.one(3, 4, 5)), draw.array(8, draw.one(4, 6, 8))
    result = draw.variable(8)
    lost, won = draw.one((2, 1), (0x80, 0x40), (0xFF, 1))
    program = (
        put(result, 0),
        If(Some(theirs, check(Here(theirs), "==", 0), all=True), (put(result, won),)),
        If(Some(ours, check(Here(ours), "==", 0), all=True), (put(result, lost),)),
    )
    return program, (
        f"Write a routine that sees how a battle stands: {result.address} becomes ${lost:02X} if our health ({where(ours)}) is all 0, else ${won:02X} if the enemies' ({where(theirs)}) is all 0, else 0.",
        f"How do I detect victory and defeat? Party HP: {where(ours)}. Enemy HP: {where(theirs)}. Result byte {result.address}: 0 = goes on, ${won:02X} = all enemies at 0, ${lost:02X} = the whole party at 0 (this one wins if both are down).",
        f"byte[{result.address}] = all(party == 0) ? ${lost:02X} : all(foes == 0) ? ${won:02X} : 0. party: {where(ours)}; foes: {where(theirs)}.",
        f"After each round I ask: is it over? Everybody of mine fallen ({where(ours)}, each zero) is ${lost:02X}, even when no foe is left; every foe fallen ({where(theirs)}) is ${won:02X}; otherwise 0. Write that to {result.address}.",
    )


def rage_bonus(draw: Drawer) -> Made:
    health, most, damage = draw.variable(8), draw.variable(8), draw.variable(8)
    shift = draw.rng.randrange(1, 4)
    missing = Saturating("subtract", Read(most), Read(health), 0)
    program = (more_up_to(damage, 255, Shifted(missing, "right", shift)),)
    return program, (
        f"Write a routine that makes the wounded stronger: add 1/{1 << shift} (rounded down) of the missing health, maximum {most.address} minus current {health.address}, to the damage {damage.address}. Nothing is missing if current is above maximum; damage stops at 255. Bytes.",
        f"How do I give a desperation bonus? Bonus = (max HP {most.address} - HP {health.address}) >> {shift}, 0 if HP exceeds max; attack byte {damage.address} += bonus, saturating at $FF.",
        f"byte[{damage.address}] = min(byte[{damage.address}] + (max(byte[{most.address}] - byte[{health.address}], 0) >> {shift}), 255).",
        f"A berserker hits harder the more he bleeds. Of what he lacks ({health.address} out of {most.address}) every {1 << shift} full points are 1 more in {damage.address}, which cannot pass 255.",
    )


def charged_blow(draw: Drawer) -> Made:
    button, charge, power = draw.variable(8), draw.variable(8), draw.variable(8)
    mask, most = 1 << draw.rng.randrange(8), draw.rng.randrange(20, 120)
    program = (
        If(
            Bits(Read(button), mask, "any"),
            (more_up_to(charge, most),),
            (put(power, Read(charge)), put(charge, 0)),
        ),
    )
    return program, (
        f"Write a routine for a charge attack: while mask ${mask:02X} of the button byte {button.address} is held the charge {charge.address} grows by 1, to {most} at most; when it is not held, the charge moves to the attack power {power.address} and starts again at 0.",
        f"How do I charge while a button is down and fire on release? Button: ${mask:02X} in {button.address}. Down: byte {charge.address} + 1, limit {most}. Up: byte {power.address} = charge, charge = 0.",
        f"if byte[{button.address}] & ${mask:02X}: byte[{charge.address}] = min(byte[{charge.address}] + 1, {most}); else byte[{power.address}] = byte[{charge.address}], byte[{charge.address}] = 0.",
        f"Hold to gather energy in {charge.address} (one unit a call, {most} is full), let go to hand all of it over to {power.address}. The key is bit mask ${mask:02X} at {button.address}. Each call without the key hands over whatever there is, be it 0.",
    )


def damage_with_multiplier(draw: Drawer) -> Made:
    base, factor, health = draw.variable(8), draw.variable(8), draw.variable(16)
    dead = draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    value = draw.rng.randrange(1, 256)
    program = (
        put(total, Product(Read(base), Read(factor))),
        If(
            check(health, "<=", Read(total)),
            (put(health, 0), put(dead, value)),
            (less(health, Read(total)),),
        ),
    )
    return program, (
        f"Write a routine that deals base damage times combo: the byte {base.address} times the byte {factor.address} (16-bit product) comes off the boss health word {health.address}. If that takes everything, health is 0 and ${value:02X} goes to {dead.address}.",
        f"How do I hit for base * multiplier? Base {base.address}, multiplier {factor.address} (bytes), HP word {health.address}. HP <= damage: HP = 0 and byte {dead.address} = ${value:02X}; otherwise HP -= damage and that byte is left alone.",
        f"d = byte[{base.address}] * byte[{factor.address}]; if word[{health.address}] <= d: word[{health.address}] = 0, byte[{dead.address}] = ${value:02X}; else word[{health.address}] -= d. Unsigned.",
        f"{factor.address} blades of {base.address} points each cut the hydra ({health.address}, two bytes). When the total reaches its life it dies: life 0 and ${value:02X} in {dead.address}. Else just subtract.",
    )


def splash_neighbours(draw: Drawer) -> Made:
    health = draw.array(8, draw.one(6, 8, 10, 12))
    hit = draw.variable(8, below=health.length - 1)
    full = draw.rng.randrange(6, 60)
    half = full // 2
    program = (
        less_down_to(Item(health, Read(hit)), 0, full),
        less_down_to(Item(health, Binary("add", Read(hit), Number(1))), 0, half),
    )
    return program, (
        f"Write a routine for splash damage: the slot whose number is in {hit.address} (0 to {health.length - 2}) loses {full}, the slot after it {half}; health is {where(health)}, and nobody falls below 0.",
        f"How do I hurt one enemy and the one behind him? Index byte {hit.address}, less than {health.length - 1}; HP: {where(health)}. {full} for the index, {half} for index + 1, clamped at 0.",
        f"i = byte[{hit.address}] (< {health.length - 1}); hp[i] = max(hp[i] - {full}, 0); hp[i + 1] = max(hp[i + 1] - {half}, 0); hp: {where(health)}.",
        f"My lance pierces: full force ({full}) on the row that {hit.address} names, {half} on the next row. The rows' hit points are {where(health)}; the last row is never named. Zero is the minimum.",
    )


RECIPES = (
    strike,
    guard_softens,
    shield_breaks_first,
    critical_hit,
    combo_goes_on,
    knock_back,
    earn_experience,
    cash_in_levels,
    pass_the_turn,
    who_goes_first,
    resist_element,
    weak_against,
    poison_tick,
    saved_by_fairy,
    mercy_frames,
    heal_the_weakest,
    does_it_hit,
    fill_gauges,
    share_spoils,
    drain_life,
    parry_window,
    staggered,
    boss_stage,
    battle_result,
    rage_bonus,
    charged_blow,
    damage_with_multiplier,
    splash_neighbours,
)
