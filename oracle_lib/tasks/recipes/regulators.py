"""Controllers, filters and wobbles: PI control, envelopes, medians, tempo, mixing, exposure."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Each,
    Field,
    Fold,
    Half,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Shifted,
    Stop,
    Table,
    Unary,
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
    when,
    where,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def steers_with_integral(draw: Drawer) -> Made:
    wanted, actual, memory, output = (draw.variable(16, signed=True) for _ in range(4))
    limit = draw.one(0x200, 0x400, 1000, 2000)
    first, second = draw.one((1, 4), (2, 5), (2, 4), (3, 6))
    error = Algorithms(draw).own("error", 16)
    program = (
        put(error, minus(wanted, actual)),
        more(memory, error),
        when(check(memory, ">", limit, signed=True), put(memory, limit)),
        when(check(memory, "<", -limit, signed=True), put(memory, -limit)),
        put(
            output,
            plus(Shifted(Read(error), "signed right", first), Shifted(Read(memory), "signed right", second)),
        ),
    )
    return program, (
        f"PI controller in signed 16-bit words: error = {wanted.address} - {actual.address}; the integral {memory.address} gains the error and is kept within -{limit} to {limit}; output {output.address} = error / {1 << first} + integral / {1 << second}, both by arithmetic shift (rounding down).",
        f"e = w - x; I = clamp(I + e, -{limit}, {limit}); u = (e >> {first}) + (I >> {second}). s16: w {wanted.address}, x {actual.address}, I {memory.address}, u {output.address}; sums wrap.",
        f"How do I make a hovering robot hold its height without staying a bit too low? Desired height word {wanted.address}, real one {actual.address}, two's complement. Add their difference (desired minus real) to the memory word {memory.address}, which may not leave +-{limit}. Thrust word {output.address}: the difference shifted right {first} times plus the memory shifted right {second} times, signs kept.",
        f"PI loop s16: set {wanted.address}, actual {actual.address}, integral {memory.address} (clamp +-{limit}), out {output.address} = e>>{first} + i>>{second}.",
    )


def envelope_follower(draw: Drawer) -> Made:
    sample, level = draw.variable(8, signed=True), draw.variable(8)
    up, down = draw.one((1, 4), (1, 3), (2, 5))
    loud = Algorithms(draw).own("loud")
    program = (
        put(loud, Unary("magnitude", Read(sample))),
        If(
            check(loud, ">", level),
            (more(level, Shifted(minus(loud, level), "right", up)),),
            (less(level, Shifted(minus(level, loud), "right", down)),),
        ),
    )
    return program, (
        f"Envelope follower: the magnitude of the signed sample {sample.address} (-128 has 128) pulls the level {level.address} up by 1/{1 << up} of the difference if it is louder, otherwise down by 1/{1 << down} of it (rounded down).",
        f"a = |s|; L += a > L ? (a - L) >> {up} : -((L - a) >> {down}). s = signed byte[{sample.address}], L = byte[{level.address}].",
        f"How do I drive a mouth animation by the voice volume? Sample byte {sample.address}, two's complement; volume meter {level.address}, unsigned. Rise quickly (a {1 << up}th of what is missing per call), fall slowly (a {1 << down}th of what is too much), fractions dropped.",
        f"peak env {level.address} <- |{sample.address}|, attack shift {up}, release shift {down}.",
    )


def reports_big_changes(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    now, told, changed = draw.variable(width), draw.variable(width), draw.variable(8)
    step = draw.rng.randrange(3, 30)
    kind = "bytes" if width == 8 else "words"
    program = (
        put(changed, 0),
        when(
            check(Binary("distance", Read(now), Read(told)), ">=", step),
            put(told, now),
            put(changed, 1),
        ),
    )
    return program, (
        f"Only send a value when it has moved: if {now.address} differs from the one sent last ({told.address}) by {step} or more, copy it there and set {changed.address} to 1, otherwise {changed.address} = 0. Unsigned {kind}.",
        f"c = |v - last| >= {step}; if c: last = v. v {now.address}, last {told.address} ({kind}), c {changed.address} (1/0).",
        f"How do I stop a display from trembling? Measured: {now.address}; shown: {told.address} ({width} bits, unsigned). Leave the shown one alone unless they are at least {step} apart. {changed.address} says if it has to be redrawn (1) or not (0).",
        f"copy {now.address} -> {told.address} only if they differ by >= {step}; flag {changed.address} ({width} bit unsigned).",
    )


def switch_rests_between(draw: Drawer) -> Made:
    heat, rest_flag, on = draw.variable(8), draw.variable(8), draw.variable(8, below=2)
    low, high = draw.one((60, 80), (100, 120), (30, 50))
    switched = draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    program = (
        when(Bits(Read(rest_flag), bit, "any"), Stop()),
        If(
            check(on, "==", 0),
            (when(check(heat, "<", low), put(on, 1), put(rest_flag, joined(rest_flag, bit)), more(switched)),),
            (when(check(heat, ">=", high), put(on, 0), put(rest_flag, joined(rest_flag, bit)), more(switched)),),
        ),
    )
    return program, (
        f"A furnace ({on.address}, 0 off or 1 on) is switched on below {low} degrees ({heat.address}) and off at {high} or more; each switching sets the rest bit ${bit:02X} of {rest_flag.address} and counts in {switched.address}. While the rest bit is set nothing happens (somebody else clears it).",
        f"if !(r & ${bit:02X}): on == 0 and t < {low} -> on = 1; on == 1 and t >= {high} -> on = 0; at either: r |= ${bit:02X}, ++n. r {rest_flag.address}, t {heat.address}, on {on.address} < 2, n {switched.address}.",
        f"How do I build a two-point controller that doesn't chatter? Temperature byte {heat.address}, relay {on.address} (0/1). ${bit:02X} in {rest_flag.address} blocks it. Unblocked: off and colder than {low}: on; on and {high} or hotter: off. After a change block it by setting that bit, and add 1 to {switched.address}.",
        f"hysteresis relay [{on.address}] 0/1: on below {low}, off from {high} (temp {heat.address}); each flip sets ${bit:02X} in {rest_flag.address} and ++{switched.address}; flag set = hands off.",
    )


def alarm_after_three(draw: Drawer) -> Made:
    reading, alarm = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(20, 90)
    high = low + draw.rng.randrange(40, 100)
    times = draw.one(3, 4, 5)
    count = draw.variable(8, below=times)
    program = (
        If(
            Between(Read(reading), low, high),
            (put(count, 0),),
            (
                more(count),
                when(check(count, ">=", times), put(count, 0), put(alarm, 1)),
            ),
        ),
    )
    return program, (
        f"Raise the alarm ({alarm.address} = 1) when {times} readings {reading.address} in a row are outside of {low} to {high} (both still good). {count.address} counts the bad ones so far (0 to {times - 1}); a good one resets it to 0, and so does the alarm.",
        f"x in [{low}, {high}] ? c = 0 : ++c == {times} ? (c = 0, alarm = 1) : 0. x {reading.address}, c {count.address} < {times}, alarm {alarm.address}.",
        f"How do I ignore single outliers of a sensor? Value byte {reading.address}, normal range {low}..{high} inclusive, unsigned. Bad streak in {count.address} (below {times} on entry). At the {times}th bad value in sequence write 1 to {alarm.address} and begin counting anew; a normal value ends the streak. Never clear the alarm here.",
        f"{times} consecutive bad values ([{reading.address}] not in {low}..{high}) -> {alarm.address}=1; streak byte {count.address}, reset by a good one and by the alarm.",
    )


def speed_from_positions(draw: Drawer) -> Made:
    now, before, speed, top = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(16)
    shift = draw.one(1, 2)
    program = (
        put(speed, Shifted(plus(speed, minus(now, before)), "signed right", 1))
        if shift == 1
        else put(speed, minus(now, before)),
        put(before, now),
        put(top, Binary("max", Read(top), Unary("magnitude", Read(speed)))),
    )
    smooth = (
        "half of the sum of the old speed and the difference (arithmetic shift)" if shift == 1 else "the difference"
    )
    formula = "(v + x - p) >> 1 (arithmetic)" if shift == 1 else "x - p"
    return program, (
        f"Measure a speed: {speed.address} = {smooth} of the position {now.address} and the one of last time {before.address} (now minus before), then remember the position. {top.address} keeps the greatest magnitude of the speed so far. All words, modulo 65536, the speed signed.",
        f"v = {formula}; p = x; m = max(m, |v|). Words: v {speed.address} (s16), x {now.address}, p {before.address}, m {top.address} (unsigned).",
        f"How do I find out how fast something moves if I only have its position? Position word {now.address}, last frame's in {before.address}. The new speed word {speed.address} is {smooth}, positions subtracted new minus old with wrap. Update the old position and the record of the absolute speed in {top.address} (unsigned).",
        f"velocity {speed.address} (s16) = {smooth}; pos {now.address}, last pos {before.address} (update), max |v| {top.address}.",
    )


def zero_crossings(draw: Drawer) -> Made:
    wave, count = draw.array(8, draw.one(8, 10, 12, 16), signed=True), draw.variable(8)
    loudest = draw.variable(8)
    own = Algorithms(draw).own
    before, size_of = own("before"), own("size")
    program = (
        put(count, 0),
        put(loudest, 0),
        put(before, at(wave, 0)),
        Each(
            (wave,),
            (
                when(Bits(toggled(before, Here(wave)), 0x80, "any"), more(count)),
                put(before, Here(wave)),
                put(size_of, Unary("magnitude", Read(Here(wave)))),
                put(loudest, Binary("max", Read(loudest), Read(size_of))),
            ),
        ),
    )
    return program, (
        f"Count how often the sign changes between neighbours in the {where(wave)} (signed, 0 is positive) at {count.address}, and store the greatest magnitude (128 for -128) at {loudest.address}.",
        f"byte[{count.address}] = #(i >= 1: sign(w[i]) != sign(w[i - 1])), byte[{loudest.address}] = max |w|; w: {where(wave)}, two's complement, sign = bit 7.",
        f"How do I estimate pitch and volume of a short wave? {wave.length} samples from {wave.address}, two's complement bytes. Zero crossings, i.e. pairs of neighbours with different top bits, go to {count.address}; the peak absolute value, unsigned, to {loudest.address}.",
        f"s8 wave {wave.address}[{wave.length}]: sign changes -> {count.address}, peak |x| -> {loudest.address}.",
    )


def beat_detected(draw: Drawer) -> Made:
    level, mean, armed, beats = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    over = draw.one(8, 16, 24, 32)
    shift = draw.one(3, 4)
    program = (
        If(
            check(level, ">", Saturating("add", Read(mean), Number(over), 255)),
            (when(Bits(Read(armed), 1, "any"), put(armed, 0), more(beats)),),
            (put(armed, 1),),
        ),
        If(
            check(level, ">", mean),
            (more(mean, Shifted(minus(level, mean), "right", shift)),),
            (less(mean, Shifted(minus(mean, level), "right", shift)),),
        ),
    )
    return program, (
        f"Beat detector: if the level {level.address} is above the mean {mean.address} plus {over} (the sum stops at 255), it is a beat if bit 0 of {armed.address} is set: clear {armed.address} and count in {beats.address}. If it isn't above, {armed.address} = 1. Then move the mean by 1/{1 << shift} of the difference towards the level (difference rounded down).",
        f"L > min(M + {over}, 255) ? (a & 1 ? (a = 0, ++n) : 0) : (a = 1); then M += L > M ? (L - M) >> {shift} : -((M - L) >> {shift}). L {level.address}, M {mean.address}, a {armed.address}, n {beats.address}; unsigned.",
        f"How do I let dancers react to the music's beats? Loudness byte {level.address}, running average {mean.address}. A loudness more than {over} over the average is a beat, but only once until it has been lower again; {armed.address} (bit 0 set: ready, written as 0 or 1) remembers that. Beats add to {beats.address}. Last, the average follows the loudness by a {1 << shift}th of the gap, fractions dropped.",
        f"beat when {level.address} > {mean.address}+{over} (cap 255), one-shot via {armed.address} bit 0, count {beats.address}; then mean += diff/{1 << shift}.",
    )


def three_tap_filter(draw: Drawer) -> Made:
    x, one, two, y = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    total = own("total", 16)
    program = (
        put(total, plus(plus(Widened(Read(one)), Widened(Read(one))), plus(Widened(Read(x)), Widened(Read(two))))),
        put(y, Half(Shifted(Read(total), "right", 2), False)),
        put(two, one),
        put(one, x),
    )
    return program, (
        f"Smooth a signal with the weights 1, 2, 1: output {y.address} = (input {x.address} + 2 * the last one {one.address} + the one before {two.address}) / 4, rounded down without overflow; then the last becomes the one before and the input the last.",
        f"y = (x + 2 * x1 + x2) >> 2; x2 = x1, x1 = x. Bytes x {x.address}, x1 {one.address}, x2 {two.address}, y {y.address}, 10-bit sum.",
        f"How do I write a small FIR filter? Taps 1/4, 1/2, 1/4 on the new sample {x.address} and the two kept ones ({one.address} newer, {two.address} older), unsigned bytes. Result (floor) to {y.address}. Shift the history afterwards.",
        f"binomial low-pass: in {x.address}, z1 {one.address}, z2 {two.address}, out {y.address}.",
    )


def sigma_delta_light(draw: Drawer) -> Made:
    level, rest, lamp = draw.variable(8), draw.variable(8), draw.variable(8)
    on, off = draw.one((1, 0), (0x80, 0), (15, 0))
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(level)), Widened(Read(rest)))),
        put(rest, Half(Read(total), False)),
        put(lamp, either(check(total, ">=", 0x100), on, off)),
    )
    return program, (
        f"Dim a lamp by switching it: add the brightness {level.address} to the remainder {rest.address}; if the sum is 256 or more the lamp {lamp.address} is {on}, else {off}; the remainder becomes the sum modulo 256.",
        f"t = level + acc; lamp = t > 255 ? {on} : {off}; acc = t & 255. level {level.address}, acc {rest.address}, lamp {lamp.address}.",
        f"How do I show a half transparent shadow by flickering evenly? Opacity 0-255 in {level.address}. Each frame it is added to an error byte {rest.address}; when that overflows, the shadow is drawn ({lamp.address} = {on}), else not ({off}).",
        f"1-bit sigma-delta: in {level.address}, acc {rest.address}, carry -> {lamp.address} ({on}/{off}).",
    )


def oscillator_sample(draw: Drawer) -> Made:
    phase, pitch, volume, sample = draw.variable(16), draw.variable(16), draw.variable(8, below=16), draw.variable(16)
    sine = (0, 49, 90, 117, 127, 117, 90, 49)
    wave = Table("SineTable", "sample", (*sine, *((-one) & 0xFF for one in sine)))
    kinds = draw.one("sine", "square")
    if kinds == "square":
        wave = Table("SquareTable", "sample", (*([64] * draw.one(8, 4)),))
        wave = Table("SquareTable", "sample", (*wave.values, *([0xC0] * (16 - wave.length))))
    own = Algorithms(draw).own
    held, left = own("held", 16), own("left")
    program = (
        more(phase, pitch),
        put(held, Widened(Read(at(wave, Half(Shifted(Read(phase), "right", 12), False))), True)),
        put(sample, 0),
        put(left, volume),
        While(check(left, "!=", 0), (more(sample, held), less(left))),
    )
    return program, (
        f"One sample of an oscillator: add the pitch word {pitch.address} to the phase word {phase.address} (wrapping); the phase's top four bits pick a signed byte of {listed(wave)}; times the volume {volume.address} (0 to 15) it is the signed word {sample.address}.",
        f"ph += f; s = (signed)w[ph >> 12] * v. Words ph {phase.address}, f {pitch.address}, s {sample.address} (s16); v {volume.address} < 16; w = {listed(wave)}.",
        f"How do I synthesise a tone by phase accumulation? 16-bit phase {phase.address} advances by {pitch.address} per sample. Waveform of 16 steps, two's complement: {listed(wave)}; the step is phase / 4096. Output: waveform byte times volume byte {volume.address} (at most 15), as a 16-bit signed number in {sample.address}.",
        f"phase {phase.address} += {pitch.address}; {sample.address} = s8 table[phase>>12] * [{volume.address}] (<16). table {listed(wave)}.",
    )


def two_samples_mixed(draw: Drawer) -> Made:
    one, other = draw.slots(8, 8)
    mixed, clipped = draw.array(8, one.length), draw.variable(8)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(clipped, 0),
        Each(
            (one, other, mixed),
            (
                put(total, plus(Widened(Read(Here(one)), True), Widened(Read(Here(other)), True))),
                when(check(total, ">", 127, signed=True), put(total, 127), more(clipped)),
                when(check(total, "<", -128, signed=True), put(total, -128), more(clipped)),
                put(Here(mixed), Half(Read(total), False)),
            ),
        ),
    )
    return program, (
        f"Mix two waves of {one.length} signed bytes ({one.address} and {other.address}) into the bytes from {mixed.address}: each sum is limited to -128..127; {clipped.address} counts how many had to be.",
        f"m[i] = clamp(a[i] + b[i], -128, 127), n = #clamped; s8 arrays a {one.address}, b {other.address}, m {mixed.address}, {one.length} each; n {clipped.address}.",
        f"How do I add two voices without wrap-around noise? Samples are two's complement, {one.length} per buffer: {one.address}, {other.address}; output buffer {mixed.address}. Saturate at both ends and tell me in {clipped.address} how often that happened.",
        f"saturating s8 mix {one.address} + {other.address} -> {mixed.address} ({one.length} samples), clips -> {clipped.address}.",
    )


def events_per_window(draw: Drawer) -> Made:
    event, frame, count, rate, best = (draw.variable(8) for _ in range(5))
    window = draw.one(15, 31, 63)
    bit = 1 << draw.rng.randrange(8)
    program = (
        when(Bits(Read(event), bit, "any"), more_up_to(count, 255)),
        when(
            check(masked(frame, window), "==", 0),
            put(rate, count),
            put(best, Binary("max", Read(best), Read(count))),
            put(count, 0),
        ),
    )
    return program, (
        f"Clicks per {window + 1} frames: bit ${bit:02X} of {event.address} set counts one click in {count.address} (up to 255). When the frame number {frame.address} is a multiple of {window + 1}, the count goes to {rate.address}, raises the record {best.address} if it is greater, and starts again from 0.",
        f"n = min(n + (e & ${bit:02X} ? 1 : 0), 255) if clicked; if (fr & {window}) == 0: rate = n, best = max(best, n), n = 0. e {event.address}, fr {frame.address}, n {count.address}, rate {rate.address}, best {best.address}.",
        f"How do I measure button mashing? Fresh buttons {event.address}, the mashed one is ${bit:02X}; counter {count.address} saturates. Every {window + 1} frames (the low bits of {frame.address} are 0, this frame's press still counts) publish it in {rate.address}, keep the best in {best.address} and clear it.",
        f"presses of ${bit:02X} in {event.address} per {window + 1} frames ({frame.address}): running {count.address} (max 255), latched {rate.address}, best {best.address}.",
    )


def tap_tempo(draw: Drawer) -> Made:
    press, now, last, beat = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    least, most = draw.one((12, 120), (15, 90), (20, 150))
    bit = 1 << draw.rng.randrange(8)
    gap = Algorithms(draw).own("gap")
    program = (
        when(Bits(Read(press), bit, "none"), Stop()),
        put(gap, minus(now, last)),
        put(last, now),
        when(
            Between(Read(gap), least, most),
            put(beat, Binary("average", Read(beat), Read(gap))),
        ),
    )
    return program, (
        f"Tap tempo: if bit ${bit:02X} of {press.address} is set, the time since the last tap is {now.address} - {last.address} (bytes, wrapping); remember the time as last tap, and if the difference is {least} to {most}, the beat length {beat.address} becomes the mean of itself and the difference (rounded down).",
        f"if p & ${bit:02X}: g = (now - last) & $FF, last = now; if {least} <= g <= {most}: beat = (beat + g) >> 1. p {press.address}, now {now.address}, last {last.address}, beat {beat.address}; 9-bit sum.",
        f"How do I let the player tap the speed of a song? The tap button is ${bit:02X} in the new presses {press.address}; frame clock {now.address}, clock at the former tap {last.address}. Each tap stores the clock. Gaps from {least} to {most} frames are averaged into the beat byte {beat.address} half and half; others (a pause, a bounce) leave it.",
        f"tap (${bit:02X} of {press.address}): gap = [{now.address}] - [{last.address}], last = now; gap in {least}..{most} -> [{beat.address}] = avg with gap.",
    )


def exposure_adapts(draw: Drawer) -> Made:
    lights = draw.array(8, draw.one(4, 8, 16))
    shift = lights.length.bit_length() - 1
    gain = draw.variable(8)
    low, high = draw.one((60, 160), (80, 140), (50, 120))
    own = Algorithms(draw).own
    total, mean = own("total", 16), own("mean")
    program = (
        put(total, Fold("sum", lights, Widened(Read(Here(lights))))),
        put(mean, Half(Shifted(Read(total), "right", shift), False)),
        If(
            check(mean, "<", low),
            (more_up_to(gain, 31),),
            (when(check(mean, ">", high), less_down_to(gain, 1, 1)),),
        ),
    )
    return program, (
        f"Automatic exposure: take the mean (rounded down) of the {where(lights)}; below {low} the gain {gain.address} rises by 1 up to 31, above {high} it falls by 1 down to 1, in between it stays.",
        f"m = sum(l) >> {shift}; m < {low}: g = min(g + 1, 31); m > {high}: g = max(g - 1, 1). l {where(lights)}, g {gain.address}.",
        f"How do I let the eye get used to the dark? Brightness samples: {lights.length} bytes at {lights.address}. If the room is dark on average (floor of the mean under {low}) open the iris {gain.address} by one step, at most 31; if it's bright (over {high}) close it by one, at least 1.",
        f"iris {gain.address} 1..31: mean of {lights.address}[{lights.length}] < {low} -> +1, > {high} -> -1.",
    )


def figure_of_eight(draw: Drawer) -> Made:
    phase, x, y = draw.variable(8), draw.variable(16), draw.variable(16)
    center_x, center_y = draw.variable(16), draw.variable(16)
    sine = (0, 12, 23, 30, 32, 30, 23, 12)
    waves = Table("SineTable", "offset", (*sine, *((-one) & 0xFF for one in sine)))
    speed = draw.one(1, 2, 3)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        more(phase, speed),
        put(place, Field(Read(phase), 4, 4)),
        put(x, plus(center_x, Widened(Read(at(waves, place)), True))),
        put(place, masked(Shifted(Read(place), "left", 1), 15)),
        put(y, plus(center_y, Widened(Read(at(waves, place)), True))),
    )
    return program, (
        f"Fly a figure of eight: the phase {phase.address} grows by {speed} (wraps); with p = its high nibble and the signed table s = {listed(waves)}: x word {x.address} = {center_x.address} + s[p], y word {y.address} = {center_y.address} + s[2p mod 16].",
        f"ph += {speed}; p = ph >> 4; x = cx + s[p], y = cy + s[2 * p & 15]. ph byte {phase.address}; words x {x.address}, y {y.address}, cx {center_x.address}, cy {center_y.address}; s (s8) = {listed(waves)}.",
        f"How do I move a boss on a lying eight? Angle byte {phase.address}, {speed} more per frame; 16 steps per round by its upper four bits. Offsets by step, two's complement: {listed(waves)}. Add the step's offset to the middle's x ({center_x.address}) for the x position {x.address}, and the offset of the doubled step (mod 16) to the middle's y ({center_y.address}) for {y.address}. Positions are words.",
        f"lissajous 1:2 path, phase {phase.address} += {speed}, centre words {center_x.address},{center_y.address} -> {x.address},{y.address}; s8 table {listed(waves)}, x uses phase>>4, y twice that (mod 16).",
    )


def candle_flickers(draw: Drawer) -> Made:
    noise, light = draw.variable(8), draw.variable(8)
    wobbles = Table("WobbleTable", "offset", (0, 1, 2, 3, 0xFF, 0xFE, 0, 4))
    base = draw.rng.randrange(12, 40)
    own = Algorithms(draw).own
    wanted = own("wanted")
    program = (
        put(wanted, plus(at(wobbles, masked(noise, 7)), base)),
        put(light, Binary("average", Read(light), Read(wanted))),
        when(check(light, "<", base - 2), put(light, base - 2)),
    )
    return program, (
        f"Flickering candle: the wanted light is {base} plus entry (random byte {noise.address} & 7) of 0, 1, 2, 3, -1, -2, 0, 4; the light {light.address} becomes the mean (rounded down) of itself and that, but at least {base - 2}.",
        f"w = {base} + (0, 1, 2, 3, -1, -2, 0, 4)[r & 7]; L = max((L + w) >> 1, {base - 2}). r {noise.address}, L {light.address}.",
        f"How do I make torch light look alive? Noise byte {noise.address}: its low three bits choose a wobble of {listed(wobbles)} (two's complement) around {base}. Go half way there with the brightness byte {light.address}, floor of the 9-bit mean, and don't get darker than {base - 2}.",
        f"torch {light.address} = max(avg(itself, {base} + {listed(wobbles)}[{noise.address} & 7]), {base - 2}).",
    )


def difficulty_adapts(draw: Drawer) -> Made:
    history, won, level = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    wins = draw.variable(8)
    most = draw.one(9, 15, 20)
    rest = Algorithms(draw).own("rest")
    upper, lower = draw.one((6, 2), (7, 3), (5, 3))
    program = (
        put(history, joined(Shifted(Read(history), "left", 1), won)),
        put(rest, history),
        put(wins, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(wins))),
        If(
            check(wins, ">=", upper),
            (more_up_to(level, most),),
            (when(check(wins, "<=", lower), less_down_to(level, 0, 1)),),
        ),
    )
    return program, (
        f"Adapt the difficulty to the last 8 rounds: shift the result {won.address} (1 won, 0 lost) into bit 0 of the history {history.address}; the number of set bits goes to {wins.address}. With {upper} or more wins the level {level.address} rises by 1 (at most {most}), with {lower} or fewer it falls by 1 (at least 0).",
        f"h = h << 1 | w; n = popcount(h); n >= {upper}: lv = min(lv + 1, {most}); n <= {lower}: lv = max(lv - 1, 0). h {history.address} (8 bits), w {won.address} < 2, n {wins.address}, lv {level.address}.",
        f"How do I keep a fighting game fair? The byte {history.address} remembers eight fights, the newest in its lowest bit. Enter the newest ({won.address}: 1 or 0), the oldest drops out. Count the victories ({wins.address}): {upper} and up makes the opponent {level.address} one step stronger, no more than {most}; {lower} and down one step weaker, not below 0.",
        f"win history {history.address} <<= 1 | [{won.address}]; wins {wins.address} >= {upper} -> level {level.address}+1 (max {most}), <= {lower} -> -1 (min 0).",
    )


RECIPES = (
    steers_with_integral,
    envelope_follower,
    reports_big_changes,
    switch_rests_between,
    alarm_after_three,
    speed_from_positions,
    zero_crossings,
    beat_detected,
    three_tap_filter,
    sigma_delta_light,
    oscillator_sample,
    two_samples_mixed,
    events_per_window,
    tap_tempo,
    exposure_adapts,
    figure_of_eight,
    candle_flickers,
    difficulty_adapts,
)
