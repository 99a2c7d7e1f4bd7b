"""What the player is and has: health, experience, equipment, ammunition, ailments, power-ups."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Extreme,
    Fold,
    Here,
    If,
    Number,
    Position,
    Product,
    Read,
    Saturating,
    Scaled,
    Shifted,
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
    either,
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
    toggled,
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def overheal_drains(draw: Drawer) -> Made:
    health, most, frame = draw.variable(8), draw.variable(8), draw.variable(8)
    mask = draw.one(3, 7, 15)
    program = (
        when(
            Both(check(health, ">", most), check(masked(frame, mask), "==", 0)),
            less(health),
        ),
    )
    return program, (
        f"Overheal: health {health.address} above its maximum {most.address} goes down by 1 every {mask + 1} frames (when the frame counter {frame.address} is a multiple of {mask + 1}).",
        f"if hp > max and (fr & {mask}) == 0: --hp. hp {health.address}, max {most.address}, fr {frame.address}.",
        f"How do I let bonus health wear off? A potion may lift the health byte {health.address} over the limit in {most.address}. As long as it is over, take one point in every {mask + 1}th frame, those whose number {frame.address} is divisible by {mask + 1}. Health at or below the limit is left alone.",
        f"temp hp decay: [{health.address}] -= 1 toward [{most.address}], once per {mask + 1} frames (low bits of {frame.address} all 0).",
        f"Write a routine that drains surplus hit points. It runs each frame; {frame.address} counts frames. If that counter's remainder by {mask + 1} is 0 and {health.address} exceeds {most.address} (unsigned bytes), subtract one hit point.",
    )


def rolling_meter(draw: Drawer) -> Made:
    shown, real, dead = draw.variable(16), draw.variable(16), draw.variable(8)
    step = draw.one(1, 2, 3)
    program = (
        If(
            check(Binary("distance", Read(shown), Read(real)), "<=", step),
            (put(shown, real),),
            (If(check(shown, ">", real), (less(shown, step),), (more(shown, step),)),),
        ),
        put(dead, either(check(shown, "==", 0), 1, 0)),
    )
    return program, (
        f"EarthBound style HP: the shown value {shown.address} rolls towards the real one {real.address} (words) by {step} a frame without overshooting, and the hero is dead ({dead.address} = 1, else 0) only when the shown one is 0.",
        f"s moves toward r by at most {step}; byte[{dead.address}] = s == 0. s word {shown.address}, r word {real.address}, unsigned.",
        f"How do I do a rolling hit point counter? The damage is in {real.address} already, a word; what the player sees is the word at {shown.address}. Each call it comes {step} closer, up or down, and lands exactly on it when {step} or less are missing. A healing item in time saves him: {dead.address} tells (1 or 0) whether the number on display has come to 0.",
        f"odometer hp {shown.address} -> target {real.address}, {step}/frame, clamp at target; KO flag {dead.address} = (display == 0).",
    )


def cured_by_item(draw: Drawer) -> Made:
    item, ailments, count, cured = draw.variable(8, below=6), draw.variable(8), draw.variable(8), draw.variable(8)
    masks = Table("CureTable", "mask", (0x01, 0x02, 0x0C, 0x10, 0x30, 0xFF))
    program = (
        put(cured, masked(ailments, at(masks, item))),
        when(
            Both(check(cured, "!=", 0), check(count, "!=", 0)),
            put(ailments, toggled(ailments, cured)),
            less(count),
        ),
    )
    return program, (
        f"Medicine number {item.address} (0 to 5) cures the ailment bits {listed(masks)} by number. Store those of them that the hero has ({ailments.address}) in {cured.address}; if there are any and {count.address} (doses) is not 0, take them away and use up one dose.",
        f"c = st & ({listed(masks)})[i]; if c and n: st &= ~c, --n. i {item.address} < 6, st {ailments.address}, n {count.address}, c -> {cured.address}.",
        f"How do I keep an antidote from being wasted? Status bits {ailments.address}; item {item.address}, below 6, heals {listed(masks)}. Which of his ailments it would heal goes to {cured.address} in any case. Only if that isn't 0 and at least one is left ({count.address}), clear these bits and take one item.",
        f"status cure: mask table {listed(masks)}[{item.address}], status {ailments.address}, stock {count.address}. matched bits -> {cured.address}; matched & stock -> clear them, stock - 1.",
        f"only drink the medicine if it helps: cure mask {listed(masks)}[{item.address}] against ailments {ailments.address}, doses {count.address}; what it matches always -> {cured.address}.",
    )


def experience_by_level_gap(draw: Drawer) -> Made:
    mine, foe, base, total = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    fourths = Table("GapTable", "share", (4, 3, 2, 1, 0))
    own = Algorithms(draw).own
    gap, gain = own("gap"), own("gain", 16)
    cap = draw.one(9999, 50000, 999, 60000)
    program = (
        put(gap, 0),
        when(check(mine, ">", foe), put(gap, Binary("min", minus(mine, foe), Number(4)))),
        put(gain, Shifted(Product(Read(base), Read(at(fourths, gap))), "right", 2)),
        put(total, either(check(minus(value(cap, 16), gain), "<", total), value(cap, 16), plus(total, gain))),
    )
    return program, (
        f"Experience for a beaten foe: its base {base.address} in full if the hero's level {mine.address} isn't above the foe's {foe.address}; one level above gives 3/4, two 1/2, three 1/4, four or more nothing (rounded down). Add it to the word {total.address}, at most {cap} (a total beyond becomes {cap}).",
        f"g = clamp(lv - foe, 0, 4); xp = min(xp + base * (4 - g) // 4, {cap}). lv {mine.address}, foe {foe.address}, base {base.address} unsigned bytes; xp word {total.address}.",
        f"How do I stop players from farming weak enemies? Base points {base.address}, his level {mine.address}, the enemy's {foe.address}. Every level he is ahead costs a quarter of the base; from four on it is zero, and being behind changes nothing. floor(base * quarters / 4) is credited to the 16-bit {total.address}, whose maximum is {cap}.",
        f"exp {total.address} (u16, cap {cap}) += [{base.address}] * {listed(fourths)}[min(max([{mine.address}] - [{foe.address}], 0), 4)] >> 2.",
    )


def death_costs_experience(draw: Drawer) -> Made:
    level = draw.variable(8, below=8)
    total, lost = draw.variable(16), draw.variable(16)
    marks = [0]
    for _ in range(7):
        marks.append(marks[-1] + draw.rng.randrange(50, 4000))
    floors = Table("LevelFloorTable", "experience", tuple(marks), 16)
    shift = draw.one(1, 2, 3)
    part = {1: "half", 2: "a quarter", 3: "an eighth"}[shift]
    program = (
        put(lost, 0),
        when(
            check(total, ">", at(floors, level)),
            put(lost, Shifted(minus(total, at(floors, level)), "right", shift)),
            less(total, lost),
        ),
    )
    told = ", ".join(map(str, marks))
    return program, (
        f"Dying costs {part} of the experience gathered on the present level, rounded down. Level {level.address} (0 to 7) begins at {told} points; the hero has {total.address} (word). The loss goes to {lost.address} (word; 0 if he isn't above the level's start).",
        f"f = ({told})[lv]; lost = xp > f ? (xp - f) >> {shift} : 0; xp -= lost. lv {level.address} < 8, words xp {total.address}, lost {lost.address}.",
        f"How do I take experience for a death without a loss of level? Total points: word {total.address}; level byte {level.address}, below 8, with thresholds {told}. Of what lies above the level's threshold {part} is gone (drop fractions): subtract it and store it in the word {lost.address} for the message. Nothing above: loss 0.",
        f"xp penalty: word {total.address} loses (xp - floor) / {1 << shift}, floors {told} by level [{level.address}]; amount -> {lost.address}.",
    )


def health_limit_formula(draw: Drawer) -> Made:
    level, vitality, most, health = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(16)
    base, shift, cap = draw.rng.randrange(10, 60), draw.one(1, 2, 3), draw.one(999, 9999, 500)
    program = (
        put(most, plus(Shifted(Product(Read(level), Read(vitality)), "right", shift), base)),
        when(check(most, ">", cap), put(most, cap)),
        when(check(health, ">", most), put(health, most)),
    )
    return program, (
        f"Recompute the maximum health {most.address} = {base} + level {level.address} * vitality {vitality.address} / {1 << shift} (rounded down), at most {cap}, and lower the health {health.address} to it if it is above (words; level and vitality are bytes).",
        f"m = min({base} + (lv * vit >> {shift}), {cap}); hp = min(hp, m). lv {level.address}, vit {vitality.address} bytes; m {most.address}, hp {health.address} words.",
        f"How do I update max HP after a change of equipment? Vitality byte {vitality.address} times level byte {level.address}, divided by {1 << shift} without remainder, plus {base}; never more than {cap}. That is the new limit at {most.address} (16 bits). Current HP, the word {health.address}, may not exceed the limit.",
        f"maxhp {most.address} = min({cap}, {base} + [{level.address}]*[{vitality.address}]/{1 << shift}); clamp hp {health.address} to it.",
    )


def two_timers_in_byte(draw: Drawer) -> Made:
    both = draw.variable(8)
    ended = draw.variable(8)
    program = (
        put(ended, 0),
        when(
            Bits(Read(both), 0x0F, "any"),
            less(both),
            when(Bits(Read(both), 0x0F, "none"), put(ended, joined(ended, 1))),
        ),
        when(
            Bits(Read(both), 0xF0, "any"),
            less(both, 0x10),
            when(Bits(Read(both), 0xF0, "none"), put(ended, joined(ended, 2))),
        ),
    )
    return program, (
        f"{both.address} holds two effects' timers, one in each nibble. Lower both by one, each stopping at 0. {ended.address}: bit 0 set if the low one has just run out, bit 1 if the high one has, all else 0.",
        f"lo, hi = b & 15, b >> 4; tick each to 0; byte[{ended.address}] = (lo: 1 -> 0) | (hi: 1 -> 0) << 1. b = byte[{both.address}], repacked.",
        f"How do I count down two 4-bit timers packed into one byte? The byte is {both.address}: haste in bits 0-3, slow in bits 4-7, in turns left. A nibble at 0 stays at 0 and must not borrow from its neighbour. Report endings of this very call in {ended.address}, 1 for haste, 2 for slow, 3 for both, 0 for none.",
        f"nibble timers {both.address}, decrement both, floor 0; expired-now mask -> {ended.address} (1 low, 2 high).",
    )


def reload_magazine(draw: Drawer) -> Made:
    loaded, reserve, moved = draw.variable(8), draw.variable(8), draw.variable(8)
    cap = draw.one(6, 8, 12, 15, 30)
    program = (
        put(moved, 0),
        when(
            check(loaded, "<", cap),
            put(moved, Binary("min", minus(cap, loaded), Read(reserve))),
            more(loaded, moved),
            less(reserve, moved),
        ),
    )
    return program, (
        f"Reload: fill the magazine {loaded.address} up to {cap} rounds from the reserve {reserve.address}, as far as that goes. How many were moved goes to {moved.address} (0 if it is full or over-full).",
        f"t = max(0, min({cap} - mag, res)); mag += t, res -= t; byte[{moved.address}] = t. mag {loaded.address}, res {reserve.address}.",
        f"How do I code reloading a gun? It takes {cap} rounds and has {loaded.address} in it; {reserve.address} are in the pocket. Move what is missing, but no more than he has. The number of rounds moved, for the animation's length, goes to {moved.address}. With {cap} or more in the gun nothing moves.",
        f"mag {loaded.address} (cap {cap}) <- reserve {reserve.address}; transferred -> {moved.address}.",
    )


def equip_refused_because(draw: Drawer) -> Made:
    item = draw.variable(8, below=4)
    level, job, strength, reason = draw.variable(8), draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    levels = Table("NeedLevelTable", "level", tuple(draw.rng.randrange(2, 50) for _ in range(4)))
    strengths = Table("NeedStrengthTable", "strength", tuple(draw.rng.randrange(5, 90) for _ in range(4)))
    jobs = Table("JobMaskTable", "mask", tuple(draw.rng.randrange(1, 255) for _ in range(4)))
    bits = Table("BitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    program = (
        put(reason, 1),
        when(check(masked(at(jobs, item), at(bits, job)), "==", 0), Stop()),
        put(reason, 2),
        when(check(level, "<", at(levels, item)), Stop()),
        put(reason, 3),
        when(check(strength, "<", at(strengths, item)), Stop()),
        put(reason, 0),
    )
    return program, (
        f"Why can't the hero wear item {item.address} (0 to 3)? {reason.address} = 1 if bit number {job.address} (his class, 0 to 7) isn't set in the item's class mask {listed(jobs)}; else 2 if his level {level.address} is below {list(levels.values)}; else 3 if his strength {strength.address} is below {list(strengths.values)}; else 0: he can.",
        f"r = !(J[i] >> job & 1) ? 1 : lv < L[i] ? 2 : str < S[i] ? 3 : 0. i {item.address} < 4, job {job.address} < 8, lv {level.address}, str {strength.address}, r {reason.address}; J = {listed(jobs)}, L = {listed(levels)}, S = {listed(strengths)}.",
        f"How do I check the requirements of a weapon and say which one fails? Weapon {item.address}, below 4. Allowed jobs as bits: {listed(jobs)}, his job number {job.address} is below 8. Least level: {', '.join(map(str, levels.values))} (his: {level.address}). Least strength: {', '.join(map(str, strengths.values))} (his: {strength.address}). Test in this order; the first failure's number 1, 2 or 3 goes to {reason.address}, and 0 if all are met.",
        f"equip check, item [{item.address}]: wrong class -> 1, level too low -> 2, too weak -> 3, fine -> 0, in {reason.address}. class masks {listed(jobs)} (bit [{job.address}]), min level {list(levels.values)} vs {level.address}, min strength {list(strengths.values)} vs {strength.address}.",
    )


def next_weapon_with_ammo(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    ammo = draw.array(8, length)
    weapon = draw.variable(8, below=length)
    own = Algorithms(draw).own
    place, left = own("place"), own("left")
    program = (
        put(place, weapon),
        put(left, length),
        While(
            check(left, "!=", 0),
            (
                put(place, masked(plus(place, 1), length - 1)),
                when(check(at(ammo, place), "!=", 0), put(weapon, place), Stop()),
                less(left),
            ),
        ),
    )
    return program, (
        f"Switch from weapon {weapon.address} (0 to {length - 1}) to the next one with ammunition (bytes from {ammo.address}, one per weapon), {length - 1} being followed by 0. If no weapon has any, stay.",
        f"do w = (w + 1) & {length - 1} until a[w], giving up after {length} steps (then w as before). w {weapon.address}, a {ammo.address}.",
        f"How do I skip empty guns when the player cycles through them? Current gun: byte {weapon.address}, below {length}. Rounds for gun g: byte {ammo.address} + g. Go on to the following gun that isn't empty, around the end of the list; that may be the same gun again. All empty: no change.",
        f"weapon select R: {weapon.address} -> next index (mod {length}) with {ammo.address}+i != 0, unchanged if none.",
    )


def two_hander_drops_shield(draw: Drawer) -> Made:
    weapon, shield, bag = draw.variable(8), draw.variable(8), draw.array(8, draw.one(4, 6, 8))
    new, answer = draw.variable(8), draw.variable(8)
    bit = draw.one(0x80, 0x40)
    slot = Algorithms(draw).own("slot")
    program = (
        put(answer, 1),
        when(
            Both(Bits(Read(new), bit, "any"), check(shield, "!=", 0)),
            put(slot, Position(bag, check(Here(bag), "==", 0), 0xFF)),
            when(check(slot, "==", 0xFF), put(answer, 0), Stop()),
            put(at(bag, slot), shield),
            put(shield, 0),
        ),
        put(weapon, new),
    )
    return program, (
        f"Equip weapon {new.address} as {weapon.address}. If it needs both hands (bit ${bit:02X}) and a shield is worn ({shield.address} not 0), the shield goes to the first empty (0) slot of the bag first, the {where(bag)}; with no empty slot nothing is changed and {answer.address} = 0. Otherwise {answer.address} = 1.",
        f"if new & ${bit:02X} and shield: s = first bag[s] == 0; none: ok = 0, stop; bag[s] = shield, shield = 0. weapon = new, ok = 1. new {new.address}, weapon {weapon.address}, shield {shield.address}, bag {where(bag)}, ok {answer.address}.",
        f"How do I handle two-handed swords? The sword to take is in {new.address}, ${bit:02X} in it means two-handed. It replaces {weapon.address} (what was there is simply lost). A two-handed one frees the shield hand {shield.address}: its shield, unless 0, is put into the lowest empty place among the {bag.length} bytes at {bag.address}. No place: refuse, all stays, and {answer.address} is 0 instead of 1.",
        f"wield [{new.address}] -> {weapon.address}; two-handed (${bit:02X}) moves the shield {shield.address} to the first 0 in the bag ({where(bag)}), bag full = refused. {answer.address} 1/0.",
    )


def effects_of_equipment(draw: Drawer) -> Made:
    worn = draw.array(8, draw.one(3, 4, 5))
    effects, defence = draw.variable(8), draw.variable(8)
    masks = Table("EffectTable", "mask", (0, *(1 << draw.rng.randrange(8) for _ in range(7))))
    guards = Table("GuardTable", "defence", (0, *(draw.rng.randrange(1, 30) for _ in range(7))))
    kind = Algorithms(draw).own("kind")
    program = (
        put(effects, 0),
        put(defence, 0),
        Each(
            (worn,),
            (
                put(kind, masked(Here(worn), 7)),
                put(effects, joined(effects, at(masks, kind))),
                more(defence, at(guards, kind)),
            ),
        ),
    )
    return program, (
        f"What does the hero's gear do? The low three bits of each of the {where(worn)} are a kind. OR the kinds' effect bits {listed(masks)} into {effects.address} and add up their defence {listed(guards)} in {defence.address}, both from 0 (sum modulo 256).",
        f"e = d = 0; for g in gear: k = g & 7, e |= ({listed(masks)})[k], d += ({listed(guards)})[k]. gear {where(worn)}, e {effects.address}, d {defence.address}.",
        f"How do I recompute the bonuses after a change in the equipment menu? {worn.length} equipment bytes at {worn.address}; bits 0-2 say what it is (the rest is its wear and doesn't matter). Abilities by kind: {listed(masks)}, collected in {effects.address}. Armor points by kind: {', '.join(map(str, guards.values))}, summed in {defence.address}.",
        f"gear scan ({worn.length} bytes {worn.address}, kind = low 3 bits): flags {effects.address} |= {listed(masks)}[k]; def {defence.address} += {listed(guards)}[k]; both rebuilt.",
    )


def shrinks_when_hit(draw: Drawer) -> Made:
    form, immune, lives, sound = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    after = Table("SmallerFormTable", "form", draw.one((0, 0, 1, 1), (0, 0, 1, 2)))
    frames, hurt, dead = draw.rng.randrange(40, 180), *draw.rng.sample(range(1, 0x40), 2)
    bit = draw.one(0x80, 0x01, 0x40)
    program = (
        when(Bits(Read(immune), bit, "any"), Stop()),
        If(
            check(form, "==", 0),
            (less_down_to(lives, 0, 1), put(sound, dead)),
            (put(form, at(after, form)), put(immune, frames | bit), put(sound, hurt)),
        ),
    )
    names = ", ".join(f"{n} -> {after.values[n]}" for n in (1, 2, 3))
    full = frames | bit
    return program, (
        f"Mario is hit: if bit ${bit:02X} of {immune.address} is set nothing happens. As small Mario (form {form.address} = 0) he loses a life ({lives.address}, not below 0) with sound {dead} in {sound.address}. Otherwise the form becomes smaller ({names}), {immune.address} = {full} and the sound is {hurt}.",
        f"if !(im & ${bit:02X}): f == 0 ? (lives = max(lives - 1, 0), snd = {dead}) : (f = {list(after.values)}[f], im = {full}, snd = {hurt}). im {immune.address}, f {form.address} < 4, lives {lives.address}, snd {sound.address}.",
        f"How do I do power-up loss? Forms in {form.address}: 0 small, 1 super, 2 fire, 3 cape; a hit changes {names}, writes {full} to {immune.address} and plays {hurt} (byte {sound.address}). Small already: one life less in {lives.address}, zero is the floor, and sound {dead}. Bit ${bit:02X} of {immune.address} on entry: he can't be hit at all.",
        f"damage to mario: small -> lives {lives.address}-1 (min 0), sfx {dead}; else form {form.address} via {list(after.values)}, {immune.address} = {full}, sfx {hurt}. sfx byte {sound.address}; ${bit:02X} in {immune.address} = no damage.",
    )


def potion_drinks_itself(draw: Drawer) -> Made:
    health, potions, used = draw.variable(8), draw.variable(8), draw.variable(8)
    low, gain, most = draw.rng.randrange(4, 30), draw.rng.randrange(20, 80), draw.one(99, 160, 200)
    program = (
        put(used, 0),
        when(
            Both(check(health, "<", low), check(potions, "!=", 0)),
            less(potions),
            more_up_to(health, most, gain),
            put(used, 1),
        ),
    )
    return program, (
        f"Auto-potion: with less than {low} health ({health.address}) and at least one potion ({potions.address}), one is drunk: {gain} health more, at most {most}, and {used.address} = 1. Otherwise {used.address} = 0.",
        f"u = hp < {low} and n > 0; if u: --n, hp = min(hp + {gain}, {most}). hp {health.address}, n {potions.address}, u {used.address}.",
        f"How do I make the hero drink by himself when he is about to die? Below {low} points in {health.address} he takes a potion from {potions.address}, if there is one, which heals {gain} points but not past {most}. The flag {used.address} says whether he did (1/0).",
        f"auto heal: trigger hp {health.address} < {low}, stock {potions.address}, +{gain} (max {most}), flag {used.address}.",
    )


def fierce_when_nearly_dead(draw: Drawer) -> Made:
    health, most, attack, guard = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    attack_now, guard_now = draw.variable(8), draw.variable(8)
    shift = draw.one(1, 2, 3)
    program = (
        put(attack_now, attack),
        put(guard_now, guard),
        when(
            check(health, "<", Shifted(Read(most), "right", shift)),
            put(attack_now, Saturating("add", Read(attack), Read(attack), 255)),
            put(guard_now, Shifted(Read(guard), "right", 1)),
        ),
    )
    return program, (
        f"Desperation: if the health {health.address} is less than 1/{1 << shift} of the maximum {most.address} (words, rounded down), the attack in force {attack_now.address} is twice {attack.address} (at most 255) and the defence in force {guard_now.address} half of {guard.address}, rounded down. Otherwise both are the plain values.",
        f"d = hp < max >> {shift}; atk' = d ? min(2 * atk, 255) : atk; def' = d ? def >> 1 : def. hp {health.address}, max {most.address} words; atk {attack.address}, atk' {attack_now.address}, def {guard.address}, def' {guard_now.address}.",
        f"How do I make a berserker? Base attack {attack.address}, base defence {guard.address}; battle uses {attack_now.address} and {guard_now.address}, which this routine fills. Normally they're copies. When his 16-bit hit points {health.address} drop under the {1 << shift}th part of {most.address} he strikes twice as hard, capped at 255, and defends half as well.",
        f"hp {health.address} < max {most.address} >> {shift} (words) -> atk x2 (cap 255), def /2. base {attack.address}/{guard.address}, effective {attack_now.address}/{guard_now.address}, otherwise plain copies.",
    )


def skills_refunded(draw: Drawer) -> Made:
    skills = draw.array(8, draw.one(4, 6, 8))
    points = draw.variable(8)
    cost = draw.one(1, 2, 3)
    factor = f"{cost} point{'s' if cost > 1 else ''}"
    spent = Algorithms(draw).own("spent")
    program = (
        put(spent, 0),
        Each(
            (skills,),
            (more(spent, Scaled(masked(Here(skills), 0x0F), cost)), put(Here(skills), masked(Here(skills), 0xF0))),
        ),
        put(points, Saturating("add", Read(points), Read(spent), 255)),
    )
    return program, (
        f"Reset the skills: the low nibble of each of the {where(skills)} is its level, {factor} each. Give all points back to {points.address} (at most 255) and clear the levels; the high nibbles stay.",
        f"p = min(p + {cost} * sum(s & 15), 255); s &= $F0. s {where(skills)}, p {points.address}.",
        f"How do I offer a respec? {skills.length} skills, one byte each from {skills.address}: bits 0-3 how often it was bought at {factor}, bits 4-7 its icon, which must survive. Refund everything to the free points {points.address}, which can't go over 255, and set all bought levels to 0.",
        f"respec: free points {points.address} += {cost} per level (cap 255), levels = low nibbles at {skills.address}.. ({skills.length}) -> 0.",
    )


def job_by_best_stat(draw: Drawer) -> Made:
    stats = draw.array(8, 4)
    job, total = draw.variable(8), draw.variable(16)
    least = draw.rng.randrange(30, 120)
    jobs = draw.rng.sample(range(1, 20), 4)
    kinds = Table("JobTable", "job", tuple(jobs))
    best = Algorithms(draw).own("best")
    program = (
        put(best, Extreme("max", stats, index=True)),
        put(job, either(check(at(stats, best), "<", least), 0, at(kinds, best))),
        put(total, Fold("sum", stats, Widened(Read(Here(stats))))),
    )
    told = ", ".join(map(str, jobs))
    return program, (
        f"Choose a job: the greatest of the four stats at {stats.address} (bytes; the first of equals) decides between the jobs {told}, but below {least} nobody gets one (0). Job to {job.address}, the sum of the stats to the word {total.address}.",
        f"i = first argmax s; byte[{job.address}] = s[i] < {least} ? 0 : ({told})[i]; word[{total.address}] = sum(s). s: 4 bytes {stats.address}, unsigned.",
        f"How do I offer a class at the temple? Strength, speed, magic and faith are the bytes from {stats.address}. The candidate's best value (the earlier in this order on a tie) stands for class {jobs[0]}, {jobs[1]}, {jobs[2]} or {jobs[3]}; it must be at least {least}, else class 0. Also tell me all four added up, 16 bits, in {total.address}; the class goes to {job.address}.",
        f"class from best of 4 stats {stats.address}: {told}; nothing (0) if best < {least}. class -> {job.address}, stat sum -> word {total.address}, first wins ties.",
    )


RECIPES = (
    overheal_drains,
    rolling_meter,
    cured_by_item,
    experience_by_level_gap,
    death_costs_experience,
    health_limit_formula,
    two_timers_in_byte,
    reload_magazine,
    equip_refused_because,
    next_weapon_with_ammo,
    two_hander_drops_shield,
    effects_of_equipment,
    shrinks_when_hit,
    potion_drinks_itself,
    fierce_when_nearly_dead,
    skills_refunded,
    job_by_best_stat,
)
