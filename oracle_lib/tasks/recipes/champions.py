"""Heroes and what they can do: stamina, combos, buffs, sets of equipment, growth, stances and second winds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Count,
    Each,
    Extreme,
    Fold,
    Half,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Stop,
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
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def sprint_stamina(draw: Drawer) -> Made:
    held, stamina, tired, speed = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    button = draw.one(0x80, 0x40)
    name = {0x80: "B", 0x40: "Y"}[button]
    walk, run = sorted(draw.rng.sample(range(8, 48), 2))
    most, ready = draw.rng.randrange(100, 250), draw.rng.randrange(20, 90)
    cost = draw.one(2, 3, 4)
    program = (
        If(
            Both(Bits(Read(held), button, "any"), check(tired, "==", 0)),
            (put(speed, run), less_down_to(stamina, 0, cost), when(check(stamina, "==", 0), put(tired, 1))),
            (put(speed, walk), more_up_to(stamina, most), when(check(stamina, ">=", ready), put(tired, 0))),
        ),
    )
    return program, (
        f"Sprint with stamina: while {name} is held ({held.address}, ${button:02X}) and the hero isn't exhausted ({tired.address} is 0, not 1) his speed {speed.address} is {run} and the stamina {stamina.address} falls by {cost} (min 0; at 0 he is exhausted). Otherwise speed {walk}, stamina + 1 up to {most}, and from {ready} on he is fit again (0).",
        f"{name} held & !tired: v = {run}, st = max(st - {cost}, 0), st == 0 -> tired = 1. Else v = {walk}, st = min(st + 1, {most}), st >= {ready} -> tired = 0. pad {held.address}, tired {tired.address} (0/1), v {speed.address}, st {stamina.address}.",
        f"How do I add running that tires you out? Pad byte {held.address} ({name} = ${button:02X}), stamina byte {stamina.address} (-{cost} a frame, not under 0; +1 when not running, at most {most}), exhausted flag {tired.address} (0 or 1: set when empty, cleared when a resting frame brings {ready} or more), speed {speed.address} = {run} running, {walk} else.",
        f"Write the hero's dash. He runs if bit ${button:02X} of {held.address} is on and {tired.address} is zero (it is zero or one). Running: {run} to {speed.address}, {cost} off {stamina.address} but never below nothing, and with nothing left {tired.address} turns 1. Not running: {walk} to {speed.address}, one point back to {stamina.address} (the limit is {most}), and {tired.address} turns 0 when there are {ready} points or more.",
    )


def combo_finisher(draw: Drawer) -> Made:
    step, window, damage = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    hits = Table("ComboTable", "combo damage", tuple(sorted(draw.rng.sample(range(2, 60), 3))))
    frames = draw.rng.randrange(12, 60)
    program = (
        when(check(window, "==", 0), put(step, 0)),
        put(damage, at(hits, step)),
        put(window, frames),
        more(step),
        when(check(step, ">=", 3), put(step, 0), put(window, 0)),
    )
    shown = ", ".join(map(str, hits.values))
    return program, (
        f"Three-hit combo: the sword button was pressed. If the window {window.address} has run out (0), begin with hit 0 ({step.address}, 0-2). Damage {damage.address} is {shown} for hits 0, 1, 2. Then the window is {frames} and the hit number goes up; after hit 2 it is 0 again and the window 0.",
        f"Swing: window 0 -> step = 0; dmg = [{shown}][step]; window = {frames}; step + 1; step == 3 -> step = window = 0. step {step.address} (< 3), window {window.address}, dmg {damage.address}.",
        f"How do I do slash, slash, finisher? Combo step {step.address} (0 to 2), input window {window.address} (0 = too late, restart), damages {shown}, written to {damage.address}. Each swing reopens the window for {frames} frames, the finisher closes it and resets the step.",
        f"Write a routine for a sword stroke: a closed window ({window.address} = 0) throws the series back to its start; the stroke number {step.address}, always below 3, picks its force out of {shown} for {damage.address}; the next stroke has {frames} frames ({window.address}), except after the third one, which sets stroke and window to zero.",
    )


def buffs_run_out(draw: Drawer) -> Made:
    times = draw.array(8, draw.one(3, 4, 5, 6))
    active, bit = draw.variable(8), Algorithms(draw).own("bit")
    program = (
        put(active, 0),
        put(bit, 1),
        Each(
            (times,),
            (
                when(
                    check(Here(times), "!=", 0),
                    less(Here(times)),
                    when(check(Here(times), "!=", 0), put(active, joined(active, bit))),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"{times.length} buffs with their remaining frames: {where(times)}. Tick all that aren't 0 down by one and build the mask of active ones in {active.address}: bit n is set if buff n still has time left, all else 0.",
        f"Buff timers {where(times)}: t = max(t - 1, 0); {active.address} bit n = t[n] != 0 (after the tick), upper bits 0.",
        f"How do I count down several status timers and get one byte of flags? Timers: {where(times)}, bit 0 of {active.address} is the first one's; expired ones stay at 0 and show as 0.",
        f"Write a routine that lets the {times.length} blessings at {times.address} (a byte each, frames left) wear off by one frame and then notes in {active.address} which of them still work: a 1 in bit 0 for the first, bit 1 for the second and so on. Zeros do not go below zero.",
    )


def equipment_set(draw: Drawer) -> Made:
    worn = draw.array(8, draw.one(3, 4, 5))
    wanted, defence = draw.variable(8), draw.variable(8)
    half, full = sorted(draw.rng.sample(range(2, 50), 2))
    count = Algorithms(draw).own("count")
    program = (
        Set(count, Count(worn, check(Here(worn), "==", wanted))),
        If(check(count, "==", worn.length), (more_up_to(defence, 255, full), Stop())),
        when(check(count, ">=", 2), more_up_to(defence, 255, half)),
    )
    return program, (
        f"Set bonus: {worn.length} equipment slots ({where(worn)}) hold set numbers. Wearing two or more of set {wanted.address} adds {half} to the defence {defence.address}, all {worn.length} of them {full} instead. 255 is the maximum.",
        f"n = count(slot == {wanted.address}), slots {where(worn)}. n == {worn.length}: +{full}; n >= 2: +{half}; to byte {defence.address}, saturating.",
        f"How do I give a bonus for matching armour? Slots: {where(worn)}; set id {wanted.address}; defence byte {defence.address}. Complete: +{full}. At least two but not complete: +{half}. Fewer: none. No overflow past 255.",
        f"Write a routine that rewards a matching outfit. How many of the {worn.length} pieces at {worn.address} carry the number in {wanted.address}? If every one does, the defence {defence.address} rises by {full}; if not but at least two do, by {half}; it gets stuck at $FF rather than wrapping.",
    )


def steep_levels(draw: Drawer) -> Made:
    experience, level, need = draw.variable(16), draw.variable(8), draw.variable(16)
    top, step = draw.one(20, 30, 50, 99), draw.rng.randrange(20, 120)
    points, gain = draw.variable(8), draw.one(1, 2, 3)
    program = (
        If(check(level, ">=", top), (Stop(),)),
        put(need, Scaled(plus(Widened(Read(level)), 1), step)),
        If(check(experience, "<", need), (Stop(),)),
        less(experience, need),
        more(level),
        more(points, gain),
    )
    return program, (
        f"Level {level.address} costs {step} * (level + 1) experience; that price goes to the word {need.address}. If the word {experience.address} covers it, it is taken off, the level rises by one and {gain} skill points are added to {points.address} (wraps). From level {top} on nothing happens, not even the price.",
        f"lvl = {level.address} < {top}: need (word {need.address}) = {step}*(lvl+1); xp (word {experience.address}) >= need: xp -= need, ++lvl, {points.address} += {gain}.",
        f"How do I make each level {step} XP dearer than the last? Level byte {level.address} (cap {top}: do nothing), XP word {experience.address}, XP needed for the next level to word {need.address} ({step} for level 0, {2 * step} for level 1 ...), skill points {points.address} + {gain} on a level-up. One level per call.",
        f"Write a training routine: unless the rank {level.address} is {top} or above, compute the price of the next one, {step} times (rank plus one), into the two bytes {need.address}. A hero with that much in {experience.address} (two bytes) pays it, advances a rank and gets {gain} more in {points.address}; a hero with less keeps all.",
    )


def stance_shift(draw: Drawer) -> Made:
    stance, attack, guard = draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    pool = draw.variable(8)
    part = draw.one(4, 8, 16)
    program = (
        If(check(pool, "<", part), (Stop(),)),
        less(pool, part),
        put(stance, toggled(stance, 1)),
        If(
            check(stance, "==", 1),
            (more(attack, part), less(guard, part)),
            (less(attack, part), more(guard, part)),
        ),
    )
    return program, (
        f"Change of stance, which costs {part} from {pool.address} (with less than that nothing happens): {stance.address} flips between 0 (calm) and 1 (fierce). On becoming fierce {part} points move from guard {guard.address} to attack {attack.address}, on becoming calm they move back. Bytes, wrap.",
        f"if pool >= {part}: pool -= {part}; s ^= 1; s ? (atk += {part}, def -= {part}) : (atk -= {part}, def += {part}). pool {pool.address}, s {stance.address} (0/1), atk {attack.address}, def {guard.address}.",
        f"How do I toggle an offensive stance that trades {part} defence for {part} attack? Stance {stance.address} 0/1 (1 = offensive), attack {attack.address}, defence {guard.address}, focus {pool.address} pays {part} per change; too little focus, no change. No clamping of the two stats.",
        f"Write a routine that switches the fighter's posture {stance.address} (0 or 1) if he can spend {part} of {pool.address}. The new posture 1 raises {attack.address} by {part} and lowers {guard.address} by as much, the new posture 0 does the opposite; 8-bit arithmetic without limits.",
    )


def second_wind(draw: Drawer) -> Made:
    hp, damage, used = draw.variable(8), draw.variable(8), draw.variable(8)
    bit, rest = draw.rng.randrange(8), draw.one(1, 1, 4, 8)
    program = (
        If(check(damage, "<", hp), (less(hp, damage), Stop())),
        If(
            Bits(Read(used), 1 << bit, "any"),
            (put(hp, 0),),
            (put(used, joined(used, 1 << bit)), put(hp, rest)),
        ),
    )
    return program, (
        f"Last stand: damage {damage.address} that would kill the hero (it is at least his HP {hp.address}) leaves him {rest} HP once; bit {bit} of {used.address} remembers that. If the bit is set already, HP is 0. Smaller damage is just subtracted.",
        f"dmg < hp: hp -= dmg. Else bit {bit} of {used.address} clear: set it, hp = {rest}; set: hp = 0. hp {hp.address}, dmg {damage.address}, unsigned.",
        f"How do I let a deadly blow be survived one time with {rest} HP? health {hp.address}, damage {damage.address} (deadly if >= health), used flag ${1 << bit:02X} in {used.address}.",
        f"Write a routine that applies {damage.address} to the health {hp.address}. A blow weaker than the health reduces it. Any other blow is fatal: the health becomes 0, unless flag ${1 << bit:02X} of {used.address} is still off, in which case it is switched on and the health becomes {rest}.",
    )


def armor_wears(draw: Drawer) -> Made:
    armor, damage, hp, edge = (draw.variable(8) for _ in range(4))
    shift = draw.one(1, 2)
    stopped, through = Algorithms(draw).own("stopped"), Saturating("subtract", Read(damage), Read(edge), 0)
    program = (
        put(stopped, Binary("min", Shifted(Read(damage), "right", shift), Read(armor))),
        less(armor, stopped),
        put(edge, stopped),
        less_down_to(hp, 0, through),
    )
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Ablative armour: it stops {part} of a hit (rounded down) but never more than the armour points {armor.address} it has left, and loses what it stopped. The rest of the damage {damage.address} comes off {hp.address} (floor 0); the stopped part is shown in {edge.address}.",
        f"s = min(dmg >> {shift}, armor); armor -= s; {edge.address} = s; hp = max(hp - (dmg - s), 0). dmg {damage.address}, armor {armor.address}, hp {hp.address}.",
        f"How do I do Doom-style armour? Damage byte {damage.address}, armour byte {armor.address} absorbs floor(damage / {1 << shift}) as far as it lasts and is used up by that much; health byte {hp.address} takes the remainder, not under zero; absorbed amount to {edge.address}.",
        f"Write a routine in which a vest takes {part} of every blow on itself: of the {damage.address} points the smaller of {part} (no fractions) and the vest's strength {armor.address} is subtracted from the vest and stored in {edge.address}; all the others are subtracted from the health {hp.address}, which ends at zero.",
    )


def skill_tree_buy(draw: Drawer) -> Made:
    points, learned, skill = draw.variable(8), draw.variable(8), draw.variable(8, below=8)
    needs = Table("NeedsTable", "needed skills", (0, 1, 1, 2, 6, 4, 0x18, 0x48))
    masks = Table("SkillMaskTable", "skill mask", tuple(1 << n for n in range(8)))
    cost = draw.rng.randrange(1, 6)
    need = Algorithms(draw).own("need")
    program = (
        put(need, at(needs, skill)),
        If(Compared("!=", masked(learned, need), Read(need)), (Stop(),)),
        If(Compared("!=", masked(learned, at(masks, skill)), Number(0)), (Stop(),)),
        If(check(points, "<", cost), (Stop(),)),
        less(points, cost),
        put(learned, joined(learned, at(masks, skill))),
    )
    return program, (
        f"Skill tree with 8 skills: learn number {skill.address} (0-7) for {cost} of the points {points.address} if all its prerequisites are learned, it isn't yet, and the points suffice. Learned ones are bits of {learned.address}; prerequisite masks by skill: {listed(needs)}.",
        f"Learn s = {skill.address} < 8: need = [{listed(needs)}][s]; (L & need) == need, bit s of L clear, pts >= {cost} -> pts -= {cost}, L |= 1 << s. L {learned.address}, pts {points.address}.",
        f"How do I unlock skills that need other skills? Known-skill bits {learned.address} (bit n = skill n), required masks {listed(needs)}, chosen skill {skill.address} below 8, points {points.address}, {cost} per skill. Already known, missing requirement or too few points: nothing changes.",
        f"Write a routine for a page of eight talents. The wanted one, {skill.address} (always under 8), has a list of others that must come first, as a bit mask from {listed(needs)}. If {learned.address} has all those bits but not the talent's own, and {points.address} holds {cost} or more, pay {cost} and set the talent's bit.",
    )


def breath_bar(draw: Drawer) -> Made:
    under, air, hp = draw.variable(8, below=2), draw.variable(8), draw.variable(8)
    most, back, hurt = draw.rng.randrange(60, 200), draw.one(2, 3, 4, 8), draw.rng.randrange(1, 9)
    pause = draw.one(16, 30, 32, 60)
    program = (
        If(check(under, "==", 0), (more_up_to(air, most, back), Stop())),
        If(check(air, "!=", 0), (less(air), Stop())),
        less_down_to(hp, 0, hurt),
        put(air, pause),
    )
    return program, (
        f"Diving: {under.address} is 1 under water, 0 above. Above, the air {air.address} refills by {back} a frame to {most}. Below it drops by 1; when there is none left the hero loses {hurt} HP ({hp.address}, floor 0) and gets {pause} frames of air.",
        f"under {under.address} (0/1), air {air.address}, hp {hp.address}. 0: air = min(air + {back}, {most}). 1: air ? --air : (hp = max(hp - {hurt}, 0), air = {pause}).",
        f"How do I make an air meter for swimming? Submerged flag {under.address} (0 or 1). Air byte {air.address}: -1 per frame submerged, +{back} otherwise (max {most}). Submerged with air 0: {hurt} damage to {hp.address}, no wrap, and the meter gets {pause}.",
        f"Write the lungs of my hero. With his head out of the water ({under.address} = 0; it's 1 otherwise) they fill by {back} to at most {most} ({air.address}). With it under, they empty one by one; a call that finds them empty hurts him ({hp.address} minus {hurt}, zero is the least) and sets them to {pause}.",
    )


def perfect_guard(draw: Drawer) -> Made:
    pressed, since, damage, meter = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    perfect = draw.rng.randrange(3, 9)
    normal = perfect + draw.rng.randrange(6, 30)
    gain, most = draw.rng.randrange(5, 30), draw.one(99, 100, 200)
    program = (
        If(check(since, "<", perfect), (put(damage, 0), more_up_to(meter, most, gain), Stop())),
        If(check(since, "<", normal), (put(damage, Shifted(Read(damage), "right", 1)), Stop())),
        put(pressed, 0),
    )
    return program, (
        f"Guard timing: {since.address} is how many frames ago the guard was raised when the blow lands. Under {perfect}: perfect, damage {damage.address} becomes 0 and {gain} go into the meter {meter.address} ({most} at most). Under {normal}: half damage. Later: full damage and the guard {pressed.address} is broken (0).",
        f"t = {since.address}. t < {perfect}: dmg = 0, meter = min(meter + {gain}, {most}); t < {normal}: dmg >>= 1; else guard = 0. dmg {damage.address}, meter {meter.address}, guard {pressed.address}.",
        f"How do I reward a well-timed block? Frames since the block began {since.address}: 0-{perfect - 1} perfect (no damage, meter {meter.address} + {gain}, cap {most}), {perfect}-{normal - 1} ordinary (damage {damage.address} halved, rounded down), more: guard byte {pressed.address} cleared, damage stays.",
        f"Write what a shield does with the blow in {damage.address}. It was lifted {since.address} frames before. Fewer than {perfect} frames: the blow is nullified and {meter.address} is charged with {gain}, up to {most}. Fewer than {normal}: the blow is halved, fractions dropped. Otherwise the blow passes whole, and {pressed.address} is set to zero.",
    )


def weight_of_gear(draw: Drawer) -> Made:
    weights = draw.array(8, draw.one(4, 5, 6, 8))
    strength, speed = draw.variable(8), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    fast, slow, stuck = sorted(draw.rng.sample(range(4, 50), 3), reverse=True)
    program = (
        Set(total, Fold("sum", weights, Widened(Read(Here(weights))))),
        If(Compared("<=", Read(total), Widened(Read(strength))), (put(speed, fast), Stop())),
        If(Compared("<=", Read(total), Scaled(Widened(Read(strength)), 2)), (put(speed, slow), Stop())),
        put(speed, stuck),
    )
    return program, (
        f"Speed by load: the total weight of the {where(weights)} up to the strength {strength.address} lets the hero walk at {fast}, up to twice the strength at {slow}, more than that at {stuck}. Speed goes to {speed.address}; the total does not wrap.",
        f"w = sum of {where(weights)} (16-bit), s = {strength.address}; {speed.address} = w <= s ? {fast} : w <= 2*s ? {slow} : {stuck}.",
        f"How do I slow down a hero with heavy gear? Weights: {where(weights)}, strength byte {strength.address}. Sum in 16 bits. Not over strength: speed {fast}; not over double: {slow}; else {stuck}; speed byte {speed.address}.",
        f"Write a routine that weighs what somebody wears ({weights.length} items, one byte each from {weights.address}; add them in 16 bits). Compare with his strength in {strength.address}: as much or less means {fast} in {speed.address}, as much as double or less means {slow}, and anything heavier {stuck}.",
    )


def train_weakest_stat(draw: Drawer) -> Made:
    stats = draw.array(8, draw.one(3, 4, 5, 6))
    points, chosen = draw.variable(8), draw.variable(8)
    most = draw.one(20, 50, 99, 200)
    program = (
        If(check(points, "==", 0), (Stop(),)),
        Set(chosen, Extreme("min", stats, True)),
        If(check(at(stats, chosen), ">=", most), (Stop(),)),
        put(at(stats, chosen), plus(at(stats, chosen), 1)),
        less(points),
    )
    return program, (
        f"Auto-level: if there are stat points left ({points.address} not 0), find the lowest of the {where(stats)} (the first of equals), note its number in {chosen.address}, and spend a point to raise it by 1, unless it is {most} or more.",
        f"pts {points.address} != 0: i = argmin(stat) -> {chosen.address}; stat[i] < {most}: ++stat[i], --pts. stat = {where(stats)}, first minimum.",
        f"How do I put a point on the weakest stat automatically? Stats: {where(stats)}; unspent points {points.address}; index goes to {chosen.address}; a stat at {most} or above isn't raised and the point is kept. No points: do nothing.",
        f"Write a trainer that balances a hero. Without points in {points.address} he does nothing. With them he writes the index of the smallest stat ({stats.length} bytes at {stats.address}, lower index first) to {chosen.address}, and if that stat is under {most}, it gains one and {points.address} loses one.",
    )


def magic_overload(draw: Drawer) -> Made:
    magic, cost, hp, cast = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    debt = Algorithms(draw).own("debt")
    factor = draw.one(1, 2)
    program = (
        If(check(magic, ">=", cost), (less(magic, cost), put(cast, 1), Stop())),
        put(debt, Shifted(minus(cost, magic), "right", factor)),
        If(check(hp, "<=", debt), (put(cast, 0), Stop())),
        less(hp, debt),
        put(magic, 0),
        put(cast, 1),
    )
    part = {1: "half", 2: "a quarter"}[factor]
    return program, (
        f"Blood magic: a spell costs {cost.address} MP from {magic.address}. If that is too little, {part} of what is missing (rounded down) is paid in HP ({hp.address}) and MP becomes 0, provided that leaves at least 1 HP. {cast.address} = 1 if the spell is cast, else 0 and nothing is paid.",
        f"mp >= c: mp -= c, ok. Else d = (c - mp) >> {factor}; hp > d: hp -= d, mp = 0, ok; else fail. mp {magic.address}, c {cost.address}, hp {hp.address}, ok 1 / fail 0 -> {cast.address}.",
        f"How do I let a wizard pay missing magic with health? Magic {magic.address}, price {cost.address}, health {hp.address}; rate: {part} HP per missing point, fraction dropped. The health must stay above zero or the spell fails; success flag {cast.address} (1/0).",
        f"Write the casting of a spell. Enough in {magic.address} for the price {cost.address}: subtract it. Otherwise the shortfall divided by {1 << factor} (whole part) is taken from the life {hp.address}, if the life is greater than that, and the magic drops to zero. {cast.address} becomes 1 when the spell comes about either way, 0 when it doesn't (then magic and life remain).",
    )


def double_jump(draw: Drawer) -> Made:
    ground, pressed, jumps, rise = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    most = draw.one(1, 2, 3)
    first, more_speed = draw.rng.randrange(0x90, 0xE0), draw.rng.randrange(0xC0, 0xF8)
    program = (
        If(check(ground, "==", 1), (put(jumps, most),)),
        If(Bits(Read(pressed), 0x80, "none"), (Stop(),)),
        If(check(ground, "==", 1), (put(rise, first), Stop())),
        If(check(jumps, "!=", 0), (less(jumps), put(rise, more_speed))),
    )
    plural = f"{most} extra jump" + "s" * (most > 1)
    return program, (
        f"Air jumps: on the ground ({ground.address} is 1, else 0) the hero has {plural} ({jumps.address}). If B was newly pressed (bit 7 of {pressed.address}): from the ground his vertical speed {rise.address} is ${first:02X}; in the air, if a jump is left, it is used up and the speed is ${more_speed:02X}.",
        f"gnd {ground.address} (0/1): jumps = {most}. B (bit 7, {pressed.address}): gnd -> vy = ${first:02X}; air and jumps -> --jumps, vy = ${more_speed:02X}. jumps {jumps.address}, vy {rise.address}.",
        f"How do I add a double jump? Grounded flag {ground.address} (0 or 1) reloads the counter {jumps.address} with {most}; new press of ${0x80:02X} in {pressed.address}; y speed {rise.address} gets ${first:02X} on the ground, ${more_speed:02X} for one of the counted jumps in the air.",
        f"Write a jump routine for a hero who can jump again in mid-air. Whenever he stands ({ground.address} = 1; it's 0 in the air) {jumps.address} is set to {most}. A press of bit 7 in {pressed.address} launches him with ${first:02X} in {rise.address} when standing; otherwise with ${more_speed:02X}, at the expense of one of {jumps.address}, if that isn't zero.",
    )


def regen_by_vitality(draw: Drawer) -> Made:
    vitality, part, hp, most = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    need = draw.rng.randrange(64, 250)
    total = Algorithms(draw).own("total", 16)
    program = (
        If(check(hp, ">=", most), (put(part, 0), Stop())),
        put(total, plus(Widened(Read(part)), Widened(Read(vitality)))),
        If(check(total, ">=", need), (more(hp), put(total, minus(total, need)))),
        put(part, Half(Read(total), False)),
    )
    return program, (
        f"Fractional regeneration: each call adds the vitality {vitality.address} to a part counter {part.address} (sum in 16 bits); {need} parts or more make one HP ({hp.address} + 1) and {need} are taken off, once a call. The low byte of what remains is kept. At or over the maximum {most.address} the counter is 0 instead and HP stays.",
        f"hp >= max: acc = 0. Else s = acc + vit (16-bit); s >= {need}: ++hp, s -= {need}; acc = s & $FF. acc {part.address}, vit {vitality.address}, hp {hp.address}, max {most.address}.",
        f"How do I regenerate HP faster with more vitality? acc {part.address} += vit {vitality.address}; every {need} gives 1 to {hp.address} (max. one per call, 9-bit sum, byte of the rest stored back); full health ({hp.address} >= {most.address}) resets acc.",
        f"Write a slow healing. A hero with {hp.address} at {most.address} or above just clears {part.address}. Any other adds {vitality.address} to {part.address} without losing the carry; if the sum is {need} or greater, he gains a point and the sum shrinks by {need}. The sum's low byte goes back to {part.address}.",
    )


def rage_converts(draw: Drawer) -> Made:
    taken, rage, attack, lit = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    most, bonus = draw.rng.randrange(80, 220), draw.rng.randrange(4, 40)
    program = (
        put(rage, Saturating("add", Read(rage), Read(taken), most)),
        If(
            check(rage, "==", most),
            (more_up_to(attack, 255, bonus), put(rage, 0), put(lit, 1)),
            (put(lit, 0),),
        ),
    )
    return program, (
        f"The damage {taken.address} the hero suffers fills his limit gauge {rage.address} (at most {most}). Full: attack {attack.address} + {bonus} (not over 255), the gauge empties and {lit.address} = 1. Not full: {lit.address} = 0.",
        f"g = min(g + {taken.address}, {most}); g == {most} ? (atk = min(atk + {bonus}, 255), g = 0, lit = 1) : lit = 0. g {rage.address}, atk {attack.address}, lit {lit.address}.",
        f"How do I build a limit break gauge? Gauge {rage.address} grows by the damage byte {taken.address}, capped at {most}. When it hits {most}, empty it, raise attack {attack.address} by {bonus} with saturation at 255 and set {lit.address} to 1; else {lit.address} is 0.",
        f"Write a routine after a hit of {taken.address}: that much anger is added to {rage.address}, without passing {most}. Anger at {most} is let out, which means 0 in {rage.address}, 1 in {lit.address} and {bonus} more force in {attack.address} (255 is the top). Otherwise {lit.address} is 0.",
    )


RECIPES = (
    sprint_stamina,
    combo_finisher,
    buffs_run_out,
    equipment_set,
    steep_levels,
    stance_shift,
    second_wind,
    armor_wears,
    skill_tree_buy,
    breath_bar,
    perfect_guard,
    weight_of_gear,
    train_weakest_stat,
    magic_overload,
    double_jump,
    regen_by_vitality,
    rage_converts,
)
