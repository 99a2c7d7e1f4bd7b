"""What runs once a frame: states and their age, phases, regions, alarms, interrupts' bookkeeping."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Set,
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
    either,
    joined,
    less,
    masked,
    more,
    put,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def state_age(draw: Drawer) -> Made:
    state, last, age, entered = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    most = draw.one(255, 255, 200, 120)
    program = (
        If(
            check(state, "!=", last),
            (put(last, state), put(age, 0), put(entered, 1)),
            (put(entered, 0), when(check(age, "<", most), more(age))),
        ),
    )
    return program, (
        f"Write a routine that keeps the age of a state: if the state {state.address} differs from the one seen last ({last.address}), remember it there, set the age {age.address} to 0 and {entered.address} to 1. If it is the same, {entered.address} becomes 0 and the age rises by 1, unless it is {most} or more.",
        f'How do I get "frames in this state" and "just entered"? State {state.address}, previous {last.address}, age {age.address} (saturates at {most}), entry flag {entered.address} (1 in the first frame, else 0).',
        f"s != last: last = s, age = 0, new = 1; else: new = 0, age += age < {most}. s = byte[{state.address}], last = byte[{last.address}], age = byte[{age.address}], new = byte[{entered.address}].",
        f"Anybody may change {state.address}; my code needs to know when that has happened and how long it has been so. Compare it with {last.address}, which nobody else uses. On a change: copy it, restart the count {age.address} from 0, raise {entered.address} (1). Else count one call more, up to {most}, and lower the flag (0).",
    )


def frames_to_seconds(draw: Drawer) -> Made:
    region, frames, seconds = draw.variable(8), draw.variable(8), draw.variable(8)
    bit = draw.one(0x10, 1, 0x80)
    limit = Algorithms(draw).own("limit")
    top = draw.one(59, 99, 255)
    step = when(check(seconds, "<", top), more(seconds))
    program = (
        put(limit, either(Bits(Read(region), bit, "any"), 50, 60)),
        more(frames),
        when(check(frames, ">=", limit), put(frames, 0), step),
    )
    return program, (
        f"Write a routine that counts seconds on both kinds of console: {frames.address} rises by 1; if it is then at least 50 (mask ${bit:02X} of {region.address} set: PAL) or 60 (clear: NTSC), it becomes 0 and {seconds.address} rises by 1, unless that is {top} or more.",
        f"Region-aware seconds counter? PAL: bit ${bit:02X} in {region.address} -> 50 frames, else 60. Frame byte {frames.address}, seconds byte {seconds.address}, which stops at {top}.",
        f"f += 1; if f >= (byte[{region.address}] & ${bit:02X} ? 50 : 60): f = 0; if s < {top}: s += 1. f = byte[{frames.address}], s = byte[{seconds.address}].",
        f"European consoles draw 50 pictures a second, the others 60; {region.address} says by bit {bit.bit_length() - 1} (on: European) which this is. Count pictures in {frames.address} and whole seconds in {seconds.address}. The display can't show more than {top}, so stay there.",
    )


def catch_up_on_pal(draw: Drawer) -> Made:
    region, turn, place, speed = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    bit = draw.one(0x10, 1, 0x80)
    program = (
        more(place, Widened(Read(speed))),
        when(
            Bits(Read(region), bit, "any"),
            more(turn),
            when(check(turn, ">=", 5), put(turn, 0), more(place, Widened(Read(speed)))),
        ),
    )
    return program, (
        f"Write a routine that moves equally fast at 50 and 60 Hz: the byte {speed.address} is added to the word {place.address}. If mask ${bit:02X} of {region.address} is set (PAL), {turn.address} rises by 1 as well, and at 5 or more it becomes 0 and the speed is added once more.",
        f"Every fifth frame a double step on PAL? x word {place.address} += speed byte {speed.address} each call; PAL flag ${bit:02X} in {region.address}; counter {turn.address}, at 5 (or beyond) back to 0 with a second addition. Sums wrap.",
        f"w += v; if byte[{region.address}] & ${bit:02X}: t += 1; if t >= 5: t = 0, w += v. w = word[{place.address}], v = byte[{speed.address}] (unsigned), t = byte[{turn.address}].",
        f"On PAL consoles (bit {bit.bit_length() - 1} of {region.address} on) there are only five frames where others have six. To make up for it my scroller does its step twice every fifth call, counted in {turn.address}. A step is {speed.address} pixels, 0 to 255, on the 16-bit position {place.address}. Elsewhere it's one step a call and no counting.",
    )


def soonest_alarm(draw: Drawer) -> Made:
    alarms = draw.array(8, draw.one(3, 4, 6, 8))
    left, which = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(left, 0xFF),
        put(which, 0xFF),
        put(place, 0),
        Each(
            (alarms,),
            (
                when(
                    Both(check(Here(alarms), "!=", 0), check(Here(alarms), "<", left)),
                    put(left, Here(alarms)), put(which, place),
                ),
                more(place),
            ),
        ),
    )  # fmt: skip
    count = alarms.length
    return program, (
        f"Write a routine that finds the alarm that goes off next: of the {count} bytes at {alarms.address} a 0 is off, others are the frames left, at most 254. The smallest that isn't 0 goes to {left.address}, its index to {which.address} (first of equals); if all are off both become $FF. A byte of 255 counts as off.",
        f"Minimum nonzero timer? {count} bytes from {alarms.address} (0 = off, 255 ignored). Value -> {left.address}, index -> {which.address}, lowest index on ties; none: $FF and $FF.",
        f"byte[{left.address}], byte[{which.address}] = min, argmin of t[i] over 0 < t[i] < 255, i < {count}, first of equals; none: $FF, $FF. t: {alarms.address}.",
        f"I want to sleep exactly until something happens. Each of the {count} timers at {alarms.address} holds how many frames it still has, 0 if it isn't running and $FF if it is frozen (neither concerns me). Tell me the shortest time in {left.address} and whose it is in {which.address}; of several the one in front. When no timer runs, $FF in both.",
    )


def retry_with_backoff(draw: Drawer) -> Made:
    wait, pause, failed, tries = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    first, most = draw.one((2, 64), (4, 100), (1, 128), (3, 96))
    program = (
        If(
            Bits(Read(failed), 0x80, "any"),
            (
                put(wait, pause),
                Set(pause, Saturating("add", Read(pause), Read(wait), most)),
                when(check(tries, "!=", 255), more(tries)),
            ),
            (put(wait, 0), put(pause, first), put(tries, 0)),
        ),
    )
    return program, (
        f"Write a routine that waits longer after each failure: if bit 7 of {failed.address} is set, {wait.address} becomes the pause {pause.address}, then the pause doubles, but to at most {most} (a longer one becomes {most} too), and {tries.address} rises by 1 up to 255. If the bit is clear, {wait.address} and {tries.address} become 0 and the pause {first}.",
        f"Exponential backoff for the link cable? Result byte {failed.address}, negative = failed: wait byte {wait.address} = pause byte {pause.address}; pause = min(2 * pause, {most}); tries {tries.address} + 1 (stay at 255). OK: wait = 0, pause = {first}, tries = 0.",
        f"byte[{failed.address}] & $80: wait = pause; pause = min(2 * pause, {most}); tries = min(tries + 1, 255). else wait = 0, pause = {first}, tries = 0. wait {wait.address}, pause {pause.address}, tries {tries.address}.",
        f"When the other console doesn't answer I shouldn't pester it. After a failure (top bit of {failed.address} on) wait as many frames as {pause.address} says - write that to {wait.address} - and double the pause for the next time, no further than {most}. Failures in a row are counted in {tries.address}, which sticks at 255. A success needs no wait, and everything is as at the start: pause {first}, no failures.",
    )


def capture_zone(draw: Drawer) -> Made:
    full = draw.rng.randrange(20, 60)
    inside, progress, owner = draw.variable(8), draw.variable(8, below=full + 1), draw.variable(8)
    drain, team = draw.one(2, 3), draw.rng.randrange(1, 5)
    bit = 1 << draw.rng.randrange(8)
    program = (
        If(
            Bits(Read(inside), bit, "any"),
            (when(check(progress, "<", full), more(progress)), when(check(progress, "==", full), put(owner, team))),
            (Set(progress, Saturating("subtract", Read(progress), Number(drain), 0)),),
        ),
    )
    return program, (
        f"Write a routine for a flag that is captured by staying near it: while mask ${bit:02X} of {inside.address} is set, the progress {progress.address} (0 to {full}) rises by 1 up to {full}, and when it is {full}, {owner.address} becomes {team}. While it is clear the progress falls by {drain}, not below 0; the owner stays.",
        f"Control point: near = bit ${bit:02X} of {inside.address}; progress byte {progress.address} (never above {full}) +1 near, -{drain} away, within 0..{full}; near and full -> owner byte {owner.address} = {team}?",
        f"near: p = min(p + 1, {full}); if p == {full}: byte[{owner.address}] = {team}. away: p = max(p - {drain}, 0). near = byte[{inside.address}] & ${bit:02X}, p = byte[{progress.address}] <= {full}.",
        f"To claim the shrine you stand on it for {full} frames altogether; stepping off costs {drain} frames of work for every frame away. The work done is in {progress.address} (0 to {full}, nothing else), bit {bit.bit_length() - 1} of {inside.address} says you're on it. Once the work is complete and you're there, the shrine ({owner.address}) belongs to side {team}.",
    )


def gate_machine(draw: Drawer) -> Made:
    span = draw.rng.randrange(8, 40)
    state, height, ask = draw.variable(8, below=4), draw.variable(8, below=span + 1), draw.variable(8)
    program = (
        Switch(
            Read(state),
            (
                (0, (when(Bits(Read(ask), 1, "any"), put(state, 1)),)),
                (1, (If(check(height, "<", span), (more(height),), (put(state, 2),)),)),
                (2, (when(Bits(Read(ask), 1, "none"), put(state, 3)),)),
                (3, (If(check(height, "!=", 0), (less(height),), (put(state, 0),)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs a gate by its state {state.address} (0 to 3) and the wish bit 0 of {ask.address}. 0 (shut): with the wish set the state becomes 1. 1 (rising): the height {height.address} rises by 1, or if it is {span} the state becomes 2. 2 (open): with the wish clear the state becomes 3. 3 (sinking): the height falls by 1, or if it is 0 the state becomes 0. The height is never above {span}.",
        f"Portcullis state machine? state byte {state.address}: 0 shut, 1 going up, 2 up, 3 going down; height byte {height.address} (0..{span}), one a call; lever: bit 0 of {ask.address} on = should be up. Reaching the end takes one more call to change state.",
        f"s == 0: lever -> s = 1; s == 1: h < {span} ? h += 1 : s = 2; s == 2: !lever -> s = 3; s == 3: h ? h -= 1 : s = 0. s = byte[{state.address}] < 4, h = byte[{height.address}] <= {span}, lever = byte[{ask.address}] & 1.",
        f"As long as someone stands on the plate (lowest bit of {ask.address}), the portcullis goes up, else down, but it always finishes a movement first. State {state.address}: 0 is down, 1 moving up, 2 up, 3 moving down. Its height {height.address} goes from 0 to {span} by one per call; the call that finds it at the end only switches the state, and from a resting state it leaves only when the plate says so.",
    )


def attack_phases(draw: Drawer) -> Made:
    phase, timer, hitbox = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    active, recovery = draw.rng.randrange(3, 12), draw.rng.randrange(6, 30)
    program = (
        when(check(phase, "==", 0), Stop()),
        less(timer),
        when(check(timer, "!=", 0), Stop()),
        Switch(
            Read(phase),
            (
                (1, (put(phase, 2), put(timer, active), put(hitbox, 1))),
                (2, (put(phase, 3), put(timer, recovery), put(hitbox, 0))),
                (3, (put(phase, 0),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs an attack's phases: {phase.address} is 0 (none: return), 1 (windup), 2 (active) or 3 (recovery). The timer {timer.address} falls by 1 (wrapping); unless it is 0 now, that is all. At 0: from 1 go to phase 2 with {active} in the timer and 1 in {hitbox.address}; from 2 to 3 with {recovery} and 0 in {hitbox.address}; from 3 to 0.",
        f"Windup, {active} active frames, {recovery} recovery frames: phase byte {phase.address} (0-3), frame timer {timer.address} (lowered first, wraps), hitbox flag {hitbox.address} on only from 1->2 to 2->3. Phase 0: do nothing; after 3 comes 0.",
        f"if p: t -= 1 (mod 256); if t == 0: p == 1: p = 2, t = {active}, hit = 1; p == 2: p = 3, t = {recovery}, hit = 0; p == 3: p = 0. p = byte[{phase.address}] < 4, t = byte[{timer.address}], hit = byte[{hitbox.address}].",
        f"The golem draws back, strikes, and is off guard. Which of these he's at is {phase.address}: 1, 2, 3, or 0 when he's doing nothing. Count {timer.address} down; whenever it gets to 0 the next part begins: the strike lasts {active} and switches the hit box on ({hitbox.address} = 1), the last part lasts {recovery} and switches it off (0), and after that there's nothing to do any more.",
    )


def next_raster_split(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    split, line, effect = draw.variable(8, below=count), draw.variable(16), draw.variable(8)
    lines = Table("SplitLines", "split line", tuple(sorted(draw.rng.sample(range(8, 220), count))), 16)
    frames = draw.variable(8)
    program = (
        put(effect, split),
        If(check(split, "==", count - 1), (put(split, 0), more(frames)), (more(split),)),
        put(line, at(lines, split)),
    )
    told = ", ".join(str(one) for one in lines.values)
    return program, (
        f"Write a routine for an IRQ handler with {count} splits at the lines {told}: the split number {split.address} (0 to {count - 1}) is the one that has just fired and goes to {effect.address}. Then it goes on by 1; after {count - 1} it becomes 0 and the frame count {frames.address} rises by 1. The line of the new split goes to the word {line.address} (for VTIME).",
        f"Chain raster IRQs at {told}? Current index {split.address} (< {count}) -> {effect.address}; index = next, wrapping to 0 with {frames.address} + 1; word {line.address} = line of the next one.",
        f"byte[{effect.address}] = i; i == {count - 1} ? (i = 0, byte[{frames.address}] += 1) : i += 1; word[{line.address}] = ({told})[i]; i = byte[{split.address}] < {count}.",
        f"My screen is cut at the lines {told}. Each interrupt tells the main code which cut it was ({effect.address}, from 0) and arms the next one: the 9-bit line for $4209/$420A is a word, {line.address}. The running number is {split.address}, always a valid one; the last cut is followed by the first of the next picture, and then {frames.address} counts one more picture.",
    )


def nmi_guard(draw: Drawer) -> Made:
    busy, missed, frames, work = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    most = draw.one(255, 99, 200)
    program = (
        more(frames),
        If(
            Bits(Read(busy), 0x80, "any"),
            (when(check(missed, "<", most), more(missed)), put(work, 0)),
            (put(busy, 0x80), put(work, 1)),
        ),
    )
    return program, (
        f"Write a routine for the start of an NMI handler that must not run twice at once: the word {frames.address} rises by 1. If bit 7 of {busy.address} is set the previous one hasn't ended: {missed.address} rises by 1 unless it is {most} or more, and {work.address} becomes 0. Otherwise {busy.address} becomes $80 and {work.address} 1.",
        f"Reentrancy guard for vblank? Frame word {frames.address} + 1 always. busy byte {busy.address} negative: missed {missed.address} + 1 (stop at {most}), go byte {work.address} = 0. Else busy = $80, go = 1.",
        f"word[{frames.address}] += 1; byte[{busy.address}] & $80 ? (m = m < {most} ? m + 1 : m, go = 0) : (busy = $80, go = 1); m = byte[{missed.address}], go = byte[{work.address}].",
        f"If a frame's uploads take too long the next NMI comes while they are still going on. So the handler first asks {busy.address}: a negative value means occupied; count that in {missed.address} (it stops at {most}) and don't work, 0 in {work.address}. If it's free, occupy it with $80 and work, 1 in {work.address}. The 16-bit clock {frames.address} goes on in any case.",
    )


def half_rate_when_slow(draw: Drawer) -> Made:
    late, slow, draw_now, turn = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    limit = draw.rng.randrange(3, 12)
    program = (
        If(
            check(late, ">=", limit),
            (put(slow, 1),),
            (when(check(late, "==", 0), put(slow, 0)),),
        ),
        more(turn),
        If(
            Bits(Read(slow), 1, "any"),
            (put(draw_now, masked(turn, 1)),),
            (put(draw_now, 1),),
        ),
    )
    return program, (
        f"Write a routine that draws only every second frame when the game is slow: if the count of late frames {late.address} is {limit} or more, {slow.address} becomes 1; if it is 0, {slow.address} becomes 0; in between it stays. {turn.address} rises by 1 (wrapping). {draw_now.address} becomes bit 0 of the new {turn.address} if bit 0 of {slow.address} is set, else 1.",
        f"Frame skipping with hysteresis? late byte {late.address}: >= {limit} -> slow {slow.address} = 1, 0 -> slow = 0, else unchanged. turn {turn.address} + 1. Draw flag {draw_now.address} = slow & 1 ? turn & 1 : 1.",
        f"slow = late >= {limit} ? 1 : late == 0 ? 0 : slow; turn += 1; byte[{draw_now.address}] = slow & 1 ? turn & 1 : 1; late {late.address}, slow {slow.address}, turn {turn.address}.",
        f"As soon as {limit} frames were late ({late.address}), the game goes into a thrifty mode (1 in {slow.address}) and leaves it (0) only when none is late any more. In thrifty mode sprites are drawn in odd frames only, as counted in {turn.address}, one more per call; otherwise always. Draw or not: 1 or 0 in {draw_now.address}. The mode is the lowest bit of its byte.",
    )


def push_game_mode(draw: Drawer) -> Made:
    stack = draw.array(8, draw.one(3, 4, 6, 8))
    depth, mode, wanted = draw.variable(8, below=stack.length + 1), draw.variable(8), draw.variable(8)
    program = (
        If(
            Bits(Read(wanted), 0x80, "any"),
            (when(check(depth, "!=", 0), less(depth), put(mode, at(stack, depth))),),
            (
                when(
                    check(depth, "<", stack.length),
                    put(at(stack, depth), mode), more(depth), put(mode, wanted),
                ),
            ),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that enters and leaves game modes with a stack: the command {wanted.address} with bit 7 clear is a new mode. The current one, {mode.address}, is stored as entry byte[{depth.address}] of the {stack.length} bytes at {stack.address}, the depth rises by 1 and the command becomes the mode; with a depth of {stack.length} nothing happens. With bit 7 set the depth falls by 1 and the entry with that number becomes the mode; with a depth of 0 nothing happens. The depth is 0 to {stack.length}.",
        f"Menu over map over game: push/pop modes? Command {wanted.address}: negative = back, otherwise the mode to enter. Mode {mode.address}, depth {depth.address} (0..{stack.length}), stack of {stack.length} bytes at {stack.address}, growing upwards. Full or empty: ignore.",
        f"c = byte[{wanted.address}]; c < $80: if d < {stack.length}: s[d] = m, d += 1, m = c; else: if d: d -= 1, m = s[d]. d = byte[{depth.address}] <= {stack.length}, m = byte[{mode.address}], s: bytes {stack.address}.",
        f"From the game one opens the menu, from the menu the map, and each 'back' returns to where one came from. {wanted.address} has the mode to go to, or something negative for back. Old modes wait at {stack.address} (room for {stack.length}, filled from the bottom; {depth.address} tells how many there are, no more than fit); the present one is {mode.address}. What can't be done, going back from the first or deeper than there's room, does nothing.",
    )


def acknowledge_timer_irq(draw: Drawer) -> Made:
    status, hits, strays, pending = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    task = draw.rng.randrange(8)
    program = (
        If(
            Bits(Read(status), 0x80, "any"),
            (more(hits), put(pending, joined(pending, 1 << task)), put(status, masked(status, 0x7F))),
            (when(check(strays, "!=", 255), more(strays)),),
        ),
    )
    return program, (
        f"Write a routine that sorts out an IRQ by a copy of TIMEUP ($4211) in {status.address}: if bit 7 is set it was the timer, so the word {hits.address} rises by 1, bit {task} of {pending.address} is set and bit 7 of the copy cleared. Otherwise {strays.address} rises by 1, but not beyond 255.",
        f"Was it the H/V timer? $4211 copy {status.address}, bit 7. Yes: word {hits.address} + 1, request bit {task} in {pending.address}, clear the copy's bit 7. No: stray count {strays.address} + 1 (saturating).",
        f"byte[{status.address}] & $80 ? (word[{hits.address}] += 1, byte[{pending.address}] |= ${1 << task:02X}, byte[{status.address}] &= $7F) : byte[{strays.address}] = min(byte[{strays.address}] + 1, 255).",
        f"Both the timer and an extra chip can pull the IRQ line. The handler has read $4211 into {status.address}; its top bit tells it was the timer. Then count it (16 bits, {hits.address}), ask the main loop for job {task} by that bit of {pending.address}, and take the top bit away as handled. For anything else just count in {strays.address} up to 255.",
    )


def weighted_turns(draw: Drawer) -> Made:
    durations = Table("Durations", "phase length", tuple(draw.rng.randrange(10, 120) for _ in range(draw.one(3, 4, 5))))
    phase, left = draw.variable(8, below=durations.length), draw.variable(8)
    count = durations.length
    laps = draw.variable(8)
    told = ", ".join(str(one) for one in durations.values)
    program = (
        less(left),
        when(
            check(left, "==", 0),
            If(check(phase, "==", count - 1), (put(phase, 0), more(laps)), (more(phase),)),
            put(left, at(durations, phase)),
        ),
    )
    return program, (
        f"Write a routine for a traffic light with {count} phases lasting {told} frames: {left.address} falls by 1 (wrapping). If it is then 0, the phase {phase.address} goes from 0 to {count - 1} and back to 0, {laps.address} rising by 1 on the way back to 0, and {left.address} gets the new phase's duration.",
        f"Cyclic phases with their own lengths ({told})? Frames left {left.address}, phase {phase.address} (< {count}), completed rounds {laps.address}. Decrement first; at 0 next phase and reload; wrap counts a round.",
        f"t -= 1 (mod 256); if t == 0: p == {count - 1} ? (p = 0, n += 1) : p += 1; t = ({told})[p]. t = byte[{left.address}], p = byte[{phase.address}] < {count}, n = byte[{laps.address}].",
        f"The geyser of my volcano level has {count} moods in a fixed order, the last being followed by the first. They last {told} calls. {phase.address} has the current one, {left.address} how many calls it still has; count that down, and when nothing is left take up the next mood with its full time. {laps.address} counts how often all were gone through.",
    )


def overheating(draw: Drawer) -> Made:
    heat, firing, locked = draw.variable(8), draw.variable(8), draw.variable(8)
    gain, loss, top, safe = (
        draw.rng.randrange(4, 14),
        draw.rng.randrange(1, 4),
        draw.rng.randrange(140, 230),
        draw.rng.randrange(20, 90),
    )
    bit = draw.rng.randrange(8)
    shoots = Both(Bits(Read(firing), 1 << bit, "any"), Bits(Read(locked), 1, "none"))
    program = (
        If(
            shoots,
            (Set(heat, Saturating("add", Read(heat), Number(gain), 255)),),
            (Set(heat, Saturating("subtract", Read(heat), Number(loss), 0)),),
        ),
        If(check(heat, ">=", top), (put(locked, 1),), (when(check(heat, "<", safe), put(locked, 0)),)),
    )
    return program, (
        f"Write a routine for a gun that overheats: if bit {bit} of {firing.address} is set and bit 0 of {locked.address} is clear, the heat {heat.address} rises by {gain}, at most to 255; otherwise it falls by {loss}, not below 0. Then {locked.address} becomes 1 if the heat is {top} or more, 0 if it is below {safe}, and stays in between.",
        f"Overheat lock? Fire: bit {bit} of {firing.address}; heat {heat.address} +{gain} when firing unlocked (cap 255), else -{loss} (floor 0); lock {locked.address} (bit 0): 1 from {top}, 0 under {safe}, unchanged otherwise.",
        f"fire && !(lock & 1): h = min(h + {gain}, 255); else h = max(h - {loss}, 0); h >= {top}: lock = 1; h < {safe}: lock = 0. fire = byte[{firing.address}] & ${1 << bit:02X}, h = byte[{heat.address}], lock = byte[{locked.address}].",
        f"Holding the trigger (bit {bit} in {firing.address}) heats the cannon by {gain} a frame, unless it is locked (lowest bit of {locked.address}). Not shooting, or locked, cools it by {loss}. From {top} on it locks itself and works again only when it has cooled to under {safe}. Heat: {heat.address}, between 0 and 255; write 1 or 0 to the lock when it changes hands.",
    )


RECIPES = (
    state_age,
    frames_to_seconds,
    catch_up_on_pal,
    soonest_alarm,
    retry_with_backoff,
    capture_zone,
    gate_machine,
    attack_phases,
    next_raster_split,
    nmi_guard,
    half_rate_when_slow,
    push_game_mode,
    acknowledge_timer_irq,
    weighted_turns,
    overheating,
)
