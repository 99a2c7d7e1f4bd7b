"""Signals: debouncing, edges, buckets, pulses, filters, meters, hysteresis, moving sums."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Binary, Each, Half, Here, If, Read, Shifted, Unary, While, Widened
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
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def debounce(draw: Drawer) -> Made:
    raw, steady, count = draw.variable(8), draw.variable(8), draw.variable(8)
    calls = draw.rng.randrange(2, 9)
    program = (
        If(
            check(raw, "==", steady),
            (put(count, 0),),
            (more(count), when(check(count, ">=", calls), put(steady, raw), put(count, 0))),
        ),
    )
    return program, (
        f"Write a routine that debounces an input: if the byte {raw.address} equals the accepted state {steady.address}, the counter {count.address} becomes 0. Otherwise raise the counter, and when it is at least {calls}, accept the input (copy it to {steady.address}) and clear the counter.",
        f"How do I ignore short glitches? Raw byte {raw.address}, clean byte {steady.address}, counter {count.address}. Different: ++counter (8 bits); counter >= {calls} -> clean = raw, counter = 0. Same: counter = 0.",
        f"if r == s: n = 0; else if ++n >= {calls}: s = r, n = 0; r = byte[{raw.address}], s = byte[{steady.address}], n = byte[{count.address}].",
        f"The floor switch chatters. Its reading is {raw.address}; the game believes {steady.address}. Only after {calls} calls in a row with a reading unlike what it believes (counted in {count.address}, the count starts over with each agreeing one) does it take the new reading over, with the count back at 0.",
    )


def rising_and_falling(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    now, before, rose, fell = (draw.variable(width) for _ in range(4))
    program = (
        put(rose, masked(now, Unary("not", Read(before)))),
        put(fell, masked(before, Unary("not", Read(now)))),
        put(before, now),
    )
    return program, (
        f"Write a routine that detects edges of {now.width} inputs: bits that are 1 in the {size(now)} {now.address} but 0 in {before.address} go to {rose.address}, bits that are 0 now and were 1 go to {fell.address}; then {before.address} takes the present state. All are {size(now)}s.",
        f"How do I get rising and falling edges? Now {now.address}, last time {before.address}; {rose.address} = now & ~last; {fell.address} = last & ~now; last = now; {now.width} bits each.",
        f"r = n & ~b; f = b & ~n; b = n. n = {size(now)}[{now.address}], b = {size(now)}[{before.address}], r = {size(now)}[{rose.address}], f = {size(now)}[{fell.address}].",
        f"{now.width} pressure plates are the bits of {now.address}. I want to know which have just been stepped on ({rose.address}) and which have just been left ({fell.address}); {before.address} remembers how they were in the last call and must be kept up to date ({size(now)}s).",
    )


def token_bucket(draw: Drawer) -> Made:
    tokens, wanted, granted = draw.variable(8), draw.variable(8), draw.variable(8)
    most, rate = draw.rng.randrange(20, 200), draw.rng.randrange(1, 12)
    program = (
        more_up_to(tokens, most, rate),
        put(granted, 0),
        when(check(tokens, ">=", wanted), less(tokens, wanted), put(granted, 1)),
    )
    return program, (
        f"Write a routine for a token bucket: first {rate} token{'s are' if rate > 1 else ' is'} added to {tokens.address}, which holds at most {most} (no wrap; more than that is cut). Then, if there are at least byte[{wanted.address}] tokens, take that many away and set {granted.address} to 1, else set it to 0.",
        f"How do I limit a rate with tokens? Bucket {tokens.address}, +{rate} a call up to {most}; demand {wanted.address}; enough: subtract it and {granted.address} = 1; not enough: {granted.address} = 0, bucket untouched.",
        f"t = min(t + {rate}, {most}); if t >= w: t -= w, g = 1; else g = 0. t = byte[{tokens.address}], w = byte[{wanted.address}], g = byte[{granted.address}], no 8-bit overflow.",
        f"Breath in {tokens.address} comes back by {rate} a call, to {most} at most. An action that costs {wanted.address} is allowed ({granted.address} = 1, breath spent) if there is enough after breathing, otherwise it is refused ({granted.address} = 0).",
    )


def leaky_bucket(draw: Drawer) -> Made:
    level, poured, spilled = draw.variable(8), draw.variable(8), draw.variable(8)
    brim, leak = draw.rng.randrange(60, 240), draw.rng.randrange(1, 20)
    total = Algorithms(draw).own("total", 16)
    program = (
        less_down_to(level, 0, leak),
        put(total, plus(Widened(Read(level)), Widened(Read(poured)))),
        put(spilled, 0),
        If(
            check(total, ">", brim),
            (put(spilled, Half(minus(total, brim), high=False)), put(level, brim)),
            (put(level, Half(Read(total), high=False)),),
        ),
    )
    return program, (
        f"Write a routine for a leaking bucket: {leak} leaks out of {level.address} (not below 0), then {poured.address} is poured in. It holds {brim}; what is above goes as the low byte of the excess to {spilled.address} and the level becomes {brim}; else {spilled.address} is 0. The sum needs 9 bits.",
        f"How do I do a leaky bucket? level {level.address}: minus {leak}, floor 0; plus {poured.address} (16-bit sum); over {brim}: overflow byte {spilled.address} = low byte of sum - {brim}, level = {brim}; otherwise overflow = 0.",
        f"l = max(l - {leak}, 0) + p; byte[{spilled.address}] = l > {brim} ? (l - {brim}) & $FF : 0; l = min(l, {brim}); l = byte[{level.address}], p = byte[{poured.address}].",
        f"The boat takes on {poured.address} water a call while the crew first bails out {leak} (there may be less in it). {level.address} is the water, at most {brim}; tell me in {spilled.address} how much ran over the side (8 bits of it), 0 if none. Mind the sum over 255.",
    )


def pulse_width(draw: Drawer) -> Made:
    clock, duty, lamp = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.one(3, 4, 5)
    on, off = draw.one((1, 0), (0xFF, 0), (0, 1))
    program = (
        more(clock),
        put(lamp, either(check(masked(clock, (1 << bits) - 1), "<", duty), on, off)),
    )
    return program, (
        f"Write a routine that dims a lamp by pulse width: count the byte {clock.address} up by 1; {lamp.address} is ${on:02X} while its low {bits} bits are below the byte {duty.address}, else ${off:02X}.",
        f"How do I do PWM with {1 << bits} steps? ++byte {clock.address}; phase = clock & {(1 << bits) - 1}; phase < byte {duty.address}: {lamp.address} = ${on:02X}, otherwise ${off:02X}.",
        f"++c; byte[{lamp.address}] = (c & ${(1 << bits) - 1:02X}) < byte[{duty.address}] ? ${on:02X} : ${off:02X}; c = byte[{clock.address}].",
        f"A glow without a palette: show the spirit in {duty.address} of every {1 << bits} frames. {clock.address} counts frames (count first), the remainder by {1 << bits} tells the place in the round, and in the first ones up to that many {lamp.address} is ${on:02X}; in the others ${off:02X}.",
    )


def limited_slope(draw: Drawer) -> Made:
    target, output = draw.variable(8), draw.variable(8)
    up, down = draw.rng.randrange(1, 20), draw.rng.randrange(1, 20)
    if up == down:
        down += 1
    program = (
        If(
            check(output, "<", target),
            (If(check(minus(target, output), ">", up), (more(output, up),), (put(output, target),)),),
            (If(check(minus(output, target), ">", down), (less(output, down),), (put(output, target),)),),
        ),
    )
    return program, (
        f"Write a routine with a slew rate limit: the byte {output.address} follows the byte {target.address}, but rises by at most {up} and falls by at most {down} per call; closer than that it takes the target's value.",
        f"How do I smooth jumps with different speeds up and down? Output {output.address}, target {target.address} (unsigned); up: +{up} max, down: -{down} max, never past the target.",
        f"o = o < t ? min(o + {up}, t) : max(o - {down}, t), without wrapping; o = byte[{output.address}], t = byte[{target.address}].",
        f"The volume {output.address} goes where {target.address} says, gently: no more than {up} louder or {down} softer in a call, and it stops exactly there.",
    )


def hold_the_peak(draw: Drawer) -> Made:
    level, peak, hold = draw.variable(8), draw.variable(8), draw.variable(8)
    frames, fall = draw.rng.randrange(10, 90), draw.rng.randrange(1, 8)
    program = (
        If(
            check(level, ">=", peak),
            (put(peak, level), put(hold, frames)),
            (If(check(hold, "!=", 0), (less(hold),), (less_down_to(peak, 0, fall),)),),
        ),
    )
    return program, (
        f"Write a routine for a peak meter: when the level {level.address} reaches the peak {peak.address} (>=), the peak becomes the level and the hold timer {hold.address} is set to {frames}. Otherwise a running timer (not 0) is lowered by 1, and with the timer at 0 the peak falls by {fall}, not below 0.",
        f"How do I let a VU meter's peak stand for {frames} frames and then sink by {fall} a frame? Level {level.address}, peak {peak.address}, timer {hold.address}; new peak when level >= peak; the peak stops at 0.",
        f"if l >= p: p = l, h = {frames}; else if h: --h; else p = max(p - {fall}, 0); l = byte[{level.address}], p = byte[{peak.address}], h = byte[{hold.address}].",
        f"A strength tester at the fair: {level.address} is the blow, {peak.address} the little bell's height. A blow at least as high lifts it there and holds it for {frames} calls, counted down in {hold.address}; when that is 0 it sinks by {fall} a call, to the floor 0.",
    )


def every_so_often(draw: Drawer) -> Made:
    phase, rate, ticks = draw.variable(8), draw.variable(8), draw.variable(8)
    period = draw.rng.randrange(100, 250)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(phase)), Widened(Read(rate)))),
        put(ticks, 0),
        While(check(total, ">=", period), (less(total, period), more(ticks))),
        put(phase, Half(Read(total), high=False)),
    )
    return program, (
        f"Write a routine that divides a rate: add the byte {rate.address} to the phase {phase.address} (in 16 bits); how often {period} fits into the sum goes to {ticks.address} and the rest is the new phase.",
        f"How do I make {rate.address}/{period} events a frame on average? Accumulator byte {phase.address}; acc += rate (no 8-bit overflow); byte {ticks.address} = acc / {period}; acc %= {period}.",
        f"s = byte[{phase.address}] + byte[{rate.address}]; byte[{ticks.address}] = s / {period}; byte[{phase.address}] = s % {period}.",
        f"The mill grinds {rate.address} grains a call, a bowl takes {period}. What is not in a full bowl stays in {phase.address} for the next call. How many bowls got full? {ticks.address}. The grains together may be more than a byte can hold.",
    )


def low_pass_step(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    value_, goal = draw.variable(width), draw.variable(width)
    shift = draw.one(1, 2, 3, 4)
    program = (
        If(
            check(goal, ">=", value_),
            (more(value_, Shifted(minus(goal, value_), "right", shift)),),
            (less(value_, Shifted(minus(value_, goal), "right", shift)),),
        ),
    )
    return program, (
        f"Write a routine that moves the {size(value_)} {value_.address} 1/{1 << shift} of the way to the {size(goal)} {goal.address}; the step, their distance shifted right by {shift}, is rounded down whichever way it goes. Unsigned.",
        f"How do I ease towards a target? v {value_.address}, target {goal.address} ({size(goal)}s): v +/-= |target - v| >> {shift}.",
        f"d = |t - v| >> {shift}; v = t >= v ? v + d : v - d; v = {size(value_)}[{value_.address}], t = {size(goal)}[{goal.address}].",
        f"The camera's place {value_.address} drifts to {goal.address} ({size(goal)}s, unsigned): each call it covers 1/{1 << shift} of the remaining distance, whole units only, so it may stop a little before.",
    )


def hysteresis_levels(draw: Drawer) -> Made:
    raw, shown = draw.variable(8), draw.variable(8)
    band = draw.rng.randrange(2, 16)
    program = (when(check(Binary("distance", Read(raw), Read(shown)), ">", band), put(shown, raw)),)
    return program, (
        f"Write a routine that updates the displayed byte {shown.address} to the measured byte {raw.address} only if the two differ by more than {band}.",
        f"How do I keep a number from flickering? Measured {raw.address}, shown {shown.address}; |measured - shown| > {band} (unsigned bytes): copy; else leave.",
        f"if |byte[{raw.address}] - byte[{shown.address}]| > {band}: byte[{shown.address}] = byte[{raw.address}].",
        f"The compass needle {shown.address} shouldn't tremble: let it jump to {raw.address} when it is more than {band} off, otherwise it rests. Bytes, no wrap-around of the dial.",
    )


def count_pulses(draw: Drawer) -> Made:
    samples, pulses = draw.array(8, draw.one(6, 8, 12, 16)), draw.variable(8)
    limit = draw.rng.randrange(40, 220)
    above = Algorithms(draw).own("above")
    program = (
        put(pulses, 0),
        put(above, 0),
        Each(
            (samples,),
            (
                If(
                    check(Here(samples), ">=", limit),
                    (when(check(above, "==", 0), more(pulses)), put(above, 1)),
                    (put(above, 0),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts pulses in the {where(samples)}: a pulse is a run of neighbours that are all {limit} or more, as long as it gets. Number of pulses to {pulses.address}.",
        f"How do I count how often a signal crosses {limit} upwards? {where(samples)}; below before the first one; crossing = this one >= {limit}, the one before < {limit}. Byte {pulses.address}.",
        f"byte[{pulses.address}] = #{{i: a[i] >= {limit} and (i == 0 or a[i - 1] < {limit})}}; a = bytes at {samples.address}.",
        f"Heartbeats: the {where(samples)} are a curve, and each time it comes up to {limit} or beyond is one beat, however long it stays there (also if it begins up there). How many? To {pulses.address}.",
    )


def average_of_recent(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    recent = draw.array(8, length)
    place, sample, total = draw.variable(8, below=length), draw.variable(8), draw.variable(16)
    spot = at(recent, place)
    program = (
        less(total, Widened(Read(spot))),
        put(spot, sample),
        more(total, Widened(Read(sample))),
        put(place, masked(plus(place, 1), length - 1)),
    )
    return program, (
        f"Write a routine that keeps the sum of the last {length} samples: {length} bytes at {recent.address} are a ring, {place.address} (below {length}) is the place of the oldest. Subtract the oldest from the word {total.address}, put the new sample {sample.address} in its place, add it to the word, and move the place on by one, after {length - 1} to 0.",
        f"How do I update a moving sum without adding everything again? Ring: {where(recent)}; index {place.address} < {length}; new value {sample.address}; 16-bit sum {total.address}: sum -= ring[i]; ring[i] = new; sum += new; i = (i + 1) % {length}.",
        f"S -= r[i]; r[i] = x; S += x; i = (i + 1) & {length - 1}. S = word[{total.address}] (mod 65536), r = bytes at {recent.address}, x = byte[{sample.address}], i = byte[{place.address}] < {length}.",
        f"Wages of the last {length} days lie in a circle of bytes at {recent.address}; {place.address}, always under {length}, points to the oldest. Today's wage {sample.address} replaces it, the running total {total.address} (two bytes) is corrected for both, and the pointer goes to the next day in the circle.",
    )


def majority_of_three(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    one, two, three, result = (draw.variable(width) for _ in range(4))
    vote = joined(masked(one, two), masked(three, joined(one, two)))
    return (put(result, vote),), (
        f"Write a routine that votes bit by bit: each bit of the {size(result)} {result.address} is what at least two of the {size(one)}s {one.address}, {two.address} and {three.address} have in that place.",
        f"How do I recover a value stored three times? Copies: {size(one)}s {one.address}, {two.address}, {three.address}; bitwise majority to {result.address}.",
        f"{size(result)}[{result.address}] = (a & b) | (a & c) | (b & c); a = {size(one)}[{one.address}], b = {size(two)}[{two.address}], c = {size(three)}[{three.address}].",
        f"Three scribes copied the same {width} marks, each with a few slips: {one.address}, {two.address}, {three.address} ({size(one)}s). In {result.address} I want for each mark what most of them wrote.",
    )


RECIPES = (
    debounce,
    rising_and_falling,
    token_bucket,
    leaky_bucket,
    pulse_width,
    limited_slope,
    hold_the_peak,
    every_so_often,
    low_pass_step,
    hysteresis_levels,
    count_pulses,
    average_of_recent,
    majority_of_three,
)
