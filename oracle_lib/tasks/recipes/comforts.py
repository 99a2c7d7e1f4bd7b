"""What makes a game kinder: difficulty, aim assist, slow motion, toggled keys, lists that scroll, sliders, tips, echoes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Half,
    Here,
    If,
    Index,
    Item,
    Number,
    Product,
    Read,
    Saturating,
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


def harm_by_difficulty(draw: Drawer) -> Made:
    level, damage, hp, total = draw.variable(8, below=3), draw.variable(8), draw.variable(8), draw.variable(16)
    final = Algorithms(draw).own("final")
    program = (
        put(final, damage),
        If(check(level, "==", 0), (put(final, Shifted(Read(damage), "right", 1)),)),
        If(
            check(level, "==", 2),
            (put(final, Saturating("add", Read(damage), Shifted(Read(damage), "right", 1), 255)),),
        ),
        less_down_to(hp, 0, final),
        more(total, Widened(Read(final))),
    )
    return program, (
        f"Damage by difficulty {level.address} (0 easy, 1 normal, 2 hard): easy takes half of {damage.address}, rounded down, hard one and a half times (damage + damage / 2, rounded down, 255 at most). It comes off HP {hp.address} (floor 0) and is added to the word {total.address} for the statistics.",
        f"d = lvl == 0 ? dmg >> 1 : lvl == 2 ? min(dmg + (dmg >> 1), 255) : dmg; hp = max(hp - d, 0); total += d. lvl {level.address} < 3, dmg {damage.address}, hp {hp.address}, total word {total.address}.",
        f"How do I scale enemy damage to 50/100/150 %? Setting {level.address} (0-2 in that order), raw damage byte {damage.address} (stays), health {hp.address} (saturates at zero), 16-bit running total of the scaled damage {total.address}. Fractions dropped, a byte at most.",
        f"Write a blow that minds the mode {level.address}, which is 0, 1 or 2. Of the {damage.address} points beginners (0) get half, experts (2) half as much again, but no more than 255; only whole points count. Subtract what's due from {hp.address}, not going under none, and keep the books in {total.address} (two bytes).",
    )


def aim_assist(draw: Drawer) -> Made:
    xs, hp = draw.one(draw.slots, draw.records)(8, 8)
    aim, target = draw.variable(8), draw.variable(8)
    near = draw.rng.randrange(12, 60)
    own = Algorithms(draw).own
    best, gap, start = own("best"), own("gap"), own("start")
    program = (
        put(target, 0xFF),
        put(best, near),
        put(start, aim),
        Each(
            (xs, hp),
            (
                put(gap, Binary("distance", Read(Here(xs)), Read(start))),
                when(
                    Both(check(Here(hp), "!=", 0), check(gap, "<", best)),
                    put(best, gap),
                    put(target, Index()),
                    put(aim, Here(xs)),
                ),
            ),
        ),
    )
    return program, (
        f"Aim assist: the nearest living enemy (HP not 0, the {where(hp)}) less than {near} from the crosshair {aim.address} (x: {where(xs)}, unsigned difference) attracts it: {aim.address} becomes his x and {target.address} his number; of equally near ones the first. None: {target.address} = $FF and the crosshair stays.",
        f"i = argmin |x[i] - aim| over hp[i] != 0 and |x[i] - aim| < {near}; found: aim = x[i], tgt = i; else tgt = $FF. aim {aim.address}, tgt {target.address}, x {where(xs)}, hp {where(hp)}. First on ties.",
        f"How do I snap a cursor to the closest enemy? Cursor x {aim.address}; enemies' x {where(xs)}, health {where(hp)} (0 = ignore); only within {near - 1} pixels, measured from where the cursor was on entry. Lock index to {target.address} ($FF none), lower one on a draw.",
        f"Write a helping hand for archers. The bow points to column {aim.address}. Among {xs.length} targets in the columns of the {where(xs)} those with life in the {where(hp)} count, if they're fewer than {near} columns away. Turn the bow to the column of the nearest (the first of several) and note which it is in {target.address}; with none to be had note $FF and leave the bow.",
    )


def slow_motion_steps(draw: Drawer) -> Made:
    rate, part, run, total = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    made = own("made", 16)
    program = (
        put(made, plus(Widened(Read(part)), Widened(Read(rate)))),
        put(part, Half(Read(made), False)),
        put(run, Half(Read(made), True)),
        more(total, Widened(Read(run))),
    )
    return program, (
        f"Slow motion: each frame add the rate {rate.address} to the part {part.address}; when that overflows a byte the game runs a step in this frame ({run.address} = 1), otherwise it doesn't (0). The word {total.address} counts the steps. So rate $80 is half speed.",
        f"s = part + rate; part = s & $FF; run = s >> 8; steps += run. part {part.address}, rate {rate.address}, run {run.address}, steps word {total.address}.",
        f"How do I run the game at rate/256 of its speed? Accumulator {part.address} += {rate.address}; its carry is whether to update: 1 or 0 into {run.address}, and onto the 16-bit step counter {total.address}.",
        f"Write a routine that lets time pass slowly. {part.address} grows by {rate.address} per call, modulo 256. A call in which it goes past 255 is one in which the world moves: 1 to {run.address} and one more in {total.address} (two bytes). In the other calls {run.address} is 0.",
    )


def hold_or_toggle(draw: Drawer) -> Made:
    option, held, fresh, active = (
        draw.variable(8, below=2),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8, below=2),
    )
    button = draw.one(0x80, 0x40, 0x20, 0x10)
    name = {0x80: "B", 0x40: "Y", 0x20: "Select", 0x10: "Start"}[button]
    speed = draw.variable(8)
    slow, fast = sorted(draw.rng.sample(range(8, 60), 2))
    program = (
        If(
            check(option, "==", 0),
            (
                put(active, 0),
                when(Bits(Read(held), button, "any"), put(active, 1)),
            ),
            (when(Bits(Read(fresh), button, "any"), put(active, toggled(active, 1))),),
        ),
        put(speed, slow),
        when(check(active, "==", 1), put(speed, fast)),
    )
    return program, (
        f"Option 'run: hold or toggle' ({option.address}: 0 hold, 1 toggle). Hold: running {active.address} is 1 while {name} (${button:02X}) is down in {held.address}, else 0. Toggle: each new press of {name} in {fresh.address} switches running between 0 and 1. The speed {speed.address} is {fast} when running, {slow} when not.",
        f"opt ? (fresh & ${button:02X} -> run ^= 1) : run = held & ${button:02X} != 0; v = run ? {fast} : {slow}. opt {option.address} (0/1), held {held.address}, fresh {fresh.address}, run {active.address} (0/1), v {speed.address}.",
        f"How do I support both hold-to-run and press-to-toggle? Setting {option.address} 0 = hold, 1 = toggle. {name} is mask ${button:02X} of the pad bytes {held.address} (down) and {fresh.address} (just pressed). State {active.address}, 0 or 1, and walking speed {speed.address}: {slow} or {fast}.",
        f"Write an access option. {active.address} (0 or 1) says if the hero sprints. With 0 in {option.address} that's whether bit ${button:02X} is on in {held.address}; with 1 it is turned over whenever the bit is on in {fresh.address}, and kept otherwise. Sprinting gives {fast} in {speed.address}, not sprinting {slow}.",
    )


def list_scrolls(draw: Drawer) -> Made:
    rows = draw.one(4, 5, 6, 8)
    cursor, top, line = draw.variable(8, below=64), draw.variable(8, below=64), draw.variable(8)
    program = (
        If(check(cursor, "<", top), (put(top, cursor),)),
        If(check(cursor, ">=", plus(top, rows)), (put(top, minus(cursor, rows - 1)),)),
        put(line, minus(cursor, top)),
    )
    return program, (
        f"A list with {rows} visible rows: scroll so that the cursor's entry {cursor.address} is visible. If it is above the first visible entry {top.address} that becomes the cursor's; if it is {rows} or more below it, the cursor's entry becomes the last visible one. Then {line.address} is the screen row of the cursor. Both numbers are below 64.",
        f"c < top: top = c; c >= top + {rows}: top = c - {rows - 1}; row = c - top. c {cursor.address} < 64, top {top.address} < 64, row {line.address}.",
        f"How do I keep a menu cursor inside the window? Cursor index {cursor.address}, index of the top line {top.address} (each under 64), {rows} lines on screen. Scroll as little as possible; screen line 0-{rows - 1} to {line.address}.",
        f"Write the scrolling of an item list that shows {rows} items from number {top.address} on. Move {top.address} no more than needed for number {cursor.address} to be shown (both are less than 64), and tell in {line.address} on which of the lines it is, 0 for the uppermost.",
    )


def sliders_mix(draw: Drawer) -> Made:
    master, channel, mute, volume = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    step = draw.one(8, 16, 32)
    level = Algorithms(draw).own("level")
    program = (
        put(level, Half(Product(Read(master), Read(channel)), True)),
        when(Bits(Read(mute), bit, "any"), put(level, 0)),
        If(
            check(volume, "<", level),
            (put(volume, Binary("min", Saturating("add", Read(volume), Number(step), 255), Read(level))), Stop()),
        ),
        put(volume, Binary("max", Saturating("subtract", Read(volume), Number(step), 0), Read(level))),
    )
    return program, (
        f"Volume: the goal is master {master.address} times slider {channel.address} / 256 (rounded down), or 0 if muted (${bit:02X} set in {mute.address}). The volume {volume.address} moves {step} towards the goal per call without passing it.",
        f"g = {mute.address} & ${bit:02X} ? 0 : m * s >> 8; v moves to g by at most {step}. m {master.address}, s {channel.address}, v {volume.address}; unsigned bytes.",
        f"How do I mix a master slider with a channel slider and avoid clicks? Bytes {master.address} and {channel.address}: high byte of the product; mute flag ${bit:02X} in {mute.address} makes it zero. Actual volume {volume.address} approaches that by {step} a frame, stopping on it.",
        f"Write a mixer. What should be heard is the product of {master.address} and {channel.address} divided by 256, whole part; nothing if bit value ${bit:02X} is on in {mute.address}. What is heard, {volume.address}, gets {step} closer to it, or reaches it if it's nearer than that.",
    )


def tip_once_each(draw: Drawer) -> Made:
    seen, topic, shown, off = draw.variable(16), draw.variable(8, below=16), draw.variable(8), draw.variable(8, below=2)
    masks = Table("TipMaskTable", "tip mask", tuple(1 << n for n in range(16)), 16)
    first, frames = draw.rng.randrange(0x10, 0xE0), draw.rng.randrange(60, 250)
    time = draw.variable(8)
    program = (
        If(check(off, "==", 1), (Stop(),)),
        If(Compared("!=", masked(seen, at(masks, topic)), Number(0, 16)), (Stop(),)),
        put(seen, joined(seen, at(masks, topic))),
        put(shown, plus(topic, first)),
        put(time, frames),
    )
    return program, (
        f"Tutorial tips, each shown once: topic {topic.address} (0-15) has bit n of the word {seen.address} for 'shown'. If tips aren't switched off ({off.address} = 1 is off, 0 on) and it hasn't been shown, set the bit, put text {first} + topic into {shown.address} and {frames} into the timer {time.address}. Otherwise nothing.",
        f"!off && !(seen >> n & 1): seen |= 1 << n, text = {first} + n, t = {frames}. off {off.address} (0/1), seen word {seen.address}, n {topic.address} < 16, text {shown.address}, t {time.address}.",
        f"How do I show every hint only the first time? Hint number {topic.address} below 16; 16-bit history {seen.address}; option {off.address} (1: no hints, 0: hints). New hint: mark it, message {shown.address} = number + ${first:02X}, display time {time.address} = {frames}.",
        f"Write a teacher who doesn't repeat himself. Lesson {topic.address} is one of sixteen; which ones he has given are the bits of {seen.address}, two bytes, lesson 0 the lowest. A lesson not given yet is given, unless the pupil wants none (1 in {off.address}, 0 if he does): note it, say number {first} plus the lesson ({shown.address}) and leave it on the board for {frames} frames ({time.address}).",
    )


def quick_saves_rotate(draw: Drawer) -> Made:
    count = draw.one(2, 4)
    times = draw.array(16, count)
    now, slot, saved = draw.variable(16), draw.variable(8, below=count), draw.variable(8)
    wait, limit = draw.rng.randrange(100, 2000), draw.one(64, 128)
    danger = draw.variable(8)
    program = (
        put(saved, 0),
        If(check(danger, ">=", limit), (Stop(),)),
        If(Compared("<", minus(now, at(times, slot)), Number(wait, 16)), (Stop(),)),
        put(slot, masked(plus(slot, 1), count - 1)),
        put(at(times, slot), now),
        put(saved, 1),
    )
    return program, (
        f"Rotating autosaves: {count} slots with their save times ({where(times)}), the newest is {slot.address} (0-{count - 1}). If the danger {danger.address} is below {limit} and {wait} or more frames have passed since the newest (time {now.address} minus its time, mod 65536), the next slot (after {count - 1} comes 0) becomes the newest with today's time and {saved.address} = 1; otherwise {saved.address} = 0.",
        f"danger < {limit} && (now - t[s]) & $FFFF >= {wait}: s = (s + 1) & {count - 1}, t[s] = now, saved = 1; else saved = 0. danger {danger.address}, now word {now.address}, s {slot.address} < {count}, t {where(times)}, saved {saved.address}.",
        f"How do I autosave in a ring of {count} slots? Clock word {now.address}, time stamps {where(times)}, latest slot {slot.address} below {count}. Not in danger (byte {danger.address} at {limit} or more), not within {wait} ticks of the latest (16-bit difference, wraps). Then stamp the slot after it, cyclically, make it the latest, {saved.address} = 1. Not saved: 0.",
        f"Write a scribe with {count} sheets. On each stands when it was written (words from {times.address}); the latest is sheet {slot.address}, under {count}. In peace, with {danger.address} less than {limit}, and not sooner than {wait} after the latest ({now.address} is the time; subtract modulo 65536) he takes the sheet that follows, in a circle, writes the time on it, and says 1 in {saved.address}. Else he says 0.",
    )


def number_picker_speeds_up(draw: Drawer) -> Made:
    held, frames, amount, most = draw.variable(8), draw.variable(8), draw.variable(8), draw.one(99, 100, 200)
    early = draw.rng.randrange(15, 40)
    step = Algorithms(draw).own("step")
    program = (
        If(Bits(Read(held), 0x0C, "none"), (put(frames, 0), Stop())),
        more_up_to(frames, 255),
        put(step, 1),
        when(check(frames, ">=", early), put(step, 5)),
        If(Bits(Read(held), 0x08, "any"), (more_up_to(amount, most, step),), (less_down_to(amount, 0, step),)),
    )
    return program, (
        f"Quantity picker: Up ($08 of {held.address}) raises {amount.address} to {most} at most, Down ($04, only without Up) lowers it to 0 at least. By 1, or by 5 once the direction has been held for {early} frames: {frames.address} counts them (up to 255, this one included) and is 0 when neither is held.",
        f"!(p & $0C): n = 0. Else n = min(n + 1, 255), s = n >= {early} ? 5 : 1; p & 8 ? a = min(a + s, {most}) : a = max(a - s, 0). p {held.address}, n {frames.address}, a {amount.address}.",
        f"How do I speed up a number spinner while a key is held? Pad byte {held.address}: $08 up (wins), $04 down. Hold counter {frames.address}: saturating, zeroed on release. First frames step 1, from count {early} step 5. Value {amount.address} stays between 0 and {most}.",
        f"Write the choosing of how many to buy. With neither $08 nor $04 on in {held.address} the patience {frames.address} is reset to 0. With one it grows by one, to 255, and {amount.address} goes up ($08, or both) or down ($04 alone) by one piece, by five from a patience of {early} on. It can't exceed {most} nor get less than none.",
    )


def echo_in_cave(draw: Drawer) -> Made:
    ring = draw.array(8, draw.one(4, 8))
    place, sound, out = draw.variable(8, below=ring.length), draw.variable(8), draw.variable(8)
    size_, shift = draw.variable(8), draw.one(1, 2)
    mask = ring.length - 1
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(out, sound),
        when(
            Bits(Read(size_), bit, "any"),
            put(out, Saturating("add", Read(sound), Shifted(Read(at(ring, place)), "right", shift), 255)),
        ),
        put(at(ring, place), out),
        put(place, masked(plus(place, 1), mask)),
    )
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Echo: the loudness {out.address} is that of the sound {sound.address}, plus, in a cave (${bit:02X} set in {size_.address}), {part} (rounded down) of what it was {ring.length} calls ago, 255 at most. The last {ring.length} results are a ring, the {where(ring)}: {place.address} (below {ring.length}) is the oldest, it's replaced by the new one and the place goes on cyclically.",
        f"o = cave ? min(snd + (r[p] >> {shift}), 255) : snd; r[p] = o; p = (p + 1) & {mask}. cave = {size_.address} & ${bit:02X}; snd {sound.address}, o {out.address}, r {where(ring)}, p {place.address} < {ring.length}.",
        f"How do I add a simple echo with a delay of {ring.length}? Delay buffer {where(ring)}, index {place.address} (0 to {mask}). Output {out.address} = input {sound.address} + buffer entry / {1 << shift}, saturating, only with the reverb flag ${bit:02X} of {size_.address}; else input. Output goes into the buffer, index + 1 modulo {ring.length}.",
        f"Write a cave that answers. Every call has a noise of {sound.address}. If ${bit:02X} is on in {size_.address} add {part} of the noise remembered at place {place.address} of the {ring.length} bytes from {ring.address} (whole numbers, no more than 255). Put the outcome into {out.address} and into that place, then go to the next place; after the last comes place 0.",
    )


def better_gear_arrow(draw: Drawer) -> Made:
    worn, offered = draw.array(8, 3), draw.array(8, 3)
    arrows, verdict = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    bit, sum_ = own("bit"), own("balance")
    program = (
        put(arrows, 0),
        put(bit, 1),
        put(sum_, 0),
        Each(
            (worn, offered),
            (
                If(
                    check(Here(offered), ">", Here(worn)),
                    (put(arrows, joined(arrows, bit)), more(sum_)),
                    (
                        when(
                            check(Here(offered), "<", Here(worn)),
                            put(arrows, joined(arrows, Shifted(Read(bit), "left", 4))),
                            less(sum_),
                        ),
                    ),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
        put(verdict, 1),
        when(check(sum_, "==", 0), put(verdict, 0)),
        when(Bits(Read(sum_), 0x80, "any"), put(verdict, 2)),
    )
    return program, (
        f"Compare equipment in a shop: attack, defence and magic of what is worn (3 bytes at {worn.address}) and of what is offered (3 bytes at {offered.address}). {arrows.address}: bit n set if stat n would rise, bit 4 + n if it would fall, others 0. {verdict.address} = 1 if more stats rise than fall, 2 if more fall, 0 if as many.",
        f"new[i] > old[i]: A |= 1 << i; new[i] < old[i]: A |= $10 << i; verdict = rises > falls ? 1 : rises < falls ? 2 : 0. old {worn.address}, new {offered.address} (3 bytes each, unsigned), A {arrows.address}, verdict {verdict.address}.",
        f"How do I show up/down arrows for new gear? Three stats each: current {where(worn)}, new {where(offered)}. Up flags in bits 0-2, down flags in bits 4-6 of {arrows.address}, equal stats none. Overall byte {verdict.address}: 1 better (more ups), 2 worse (more downs), 0 even.",
        f"Write a shopkeeper's advice. For each of three qualities he compares the customer's byte ({worn.address} on) with that of his ware ({offered.address} on): greater means bit 0, 1 or 2 of {arrows.address}, smaller bit 4, 5 or 6. If more are greater than smaller he says 1 ({verdict.address}), the other way round 2, and 0 when it's a draw.",
    )


def retry_offers_skip(draw: Drawer) -> Made:
    stage, tries, offer, skipped = draw.variable(8, below=8), draw.array(8, 8), draw.variable(8), draw.variable(8)
    limit, most = draw.rng.randrange(3, 12), draw.one(1, 2, 3)
    program = (
        put(offer, 0),
        put(at(tries, stage), Saturating("add", Read(Item(tries, Read(stage))), Number(1), 255)),
        If(check(at(tries, stage), "<", limit), (Stop(),)),
        If(check(skipped, ">=", most), (put(offer, 2), Stop())),
        put(offer, 1),
    )
    return program, (
        f"Failed at stage {stage.address} (0-7): its tries (the {where(tries)}) go up by 1, 255 at most. From {limit} tries on the game offers to skip the stage ({offer.address} = 1) if fewer than {most} were skipped so far ({skipped.address}), otherwise only a hint ({offer.address} = 2). Before that {offer.address} = 0.",
        f"t[s] = min(t[s] + 1, 255); offer = t[s] < {limit} ? 0 : k >= {most} ? 2 : 1. s {stage.address} < 8, t {where(tries)}, k {skipped.address}, offer {offer.address}.",
        f"How do I offer a level skip after {limit} failures? Fail counters per level {where(tries)} (saturating), level {stage.address} under 8, skips used {skipped.address} (limit {most}). Offer byte {offer.address}: 0 none, 1 skip, 2 hint instead because all skips are gone.",
        f"Write what a kind game does when the hero falls in level {stage.address}, one of eight. It adds the fall to that level's byte among the {where(tries)}, which stops at 255. With fewer than {limit} falls there it says nothing, 0 in {offer.address}. With as many or more it proposes to go on to the next level, 1, unless {skipped.address} is {most} or above already; then it gives advice, 2.",
    )


RECIPES = (
    harm_by_difficulty,
    aim_assist,
    slow_motion_steps,
    hold_or_toggle,
    list_scrolls,
    sliders_mix,
    tip_once_each,
    quick_saves_rotate,
    number_picker_speeds_up,
    echo_in_cave,
    better_gear_arrow,
    retry_offers_skip,
)
