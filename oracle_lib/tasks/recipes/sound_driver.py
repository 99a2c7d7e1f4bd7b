"""A sound driver's work: pitches, envelopes, voices, volumes, samples, tempo and requests."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Either,
    Extreme,
    Field,
    Half,
    Here,
    If,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Saturating,
    Shifted,
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
    listed,
    masked,
    minus,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pitch_of_note(draw: Drawer) -> Made:
    note, pitch = draw.variable(8, below=96), draw.variable(16)
    base = draw.one(0x1000, 0x0800, 0x2000)
    values = tuple(round(base * 2 ** (n / 12)) for n in range(12))
    table = Table("TopOctave", "top octave pitch", values, 16)
    working = Algorithms(draw)
    octave, rest = working.own("octave"), working.own("step")
    rest = replace(rest, below=12)
    program = (
        put(octave, Half(Quotient(Widened(Read(note)), Number(12)), False)),
        put(rest, Half(Quotient(Widened(Read(note)), Number(12), True), False)),
        put(pitch, at(table, rest)),
        Repeat(minus(Number(7), octave), (put(pitch, Shifted(Read(pitch), "right", 1)),)),
    )
    return program, (
        f"Write a routine that finds the pitch of a note: the note {note.address} (0 to 95) is octave * 12 + step. The pitches of the twelve steps in octave 7 are {listed(table)}; every octave below halves them (rounded down each time). The pitch goes to the word {pitch.address}.",
        f"Note number to DSP pitch? Note byte {note.address} < 96; octave = note / 12, step = note % 12; table for octave 7: {listed(table)}; shift right by 7 - octave. Word {pitch.address}.",
        f"n = byte[{note.address}] < 96; word[{pitch.address}] = ({listed(table)})[n % 12] >> (7 - n / 12).",
        f"My tracker numbers the semitones from 0 to 95, twelve to the octave. I have the pitch words of the highest octave only: {listed(table)}. Each octave lower is half of that, fractions dropped. Give me the pitch of the note in {note.address} at {pitch.address}, 16 bits.",
    )


def envelope_step(draw: Drawer) -> Made:
    stage, level = draw.variable(8, below=4), draw.variable(8)
    rise, fall, hold, fade = (
        draw.rng.randrange(8, 60),
        draw.rng.randrange(2, 20),
        draw.rng.randrange(60, 180),
        draw.rng.randrange(1, 12),
    )
    old = Read(level)
    program = (
        Switch(
            Read(stage),
            (
                (
                    0,
                    (
                        put(level, Saturating("add", old, Number(rise), 255)),
                        when(check(level, "==", 255), put(stage, 1)),
                    ),
                ),
                (
                    1,
                    (
                        put(level, Saturating("subtract", old, Number(fall), hold)),
                        when(check(level, "==", hold), put(stage, 2)),
                    ),
                ),
                (3, (put(level, Saturating("subtract", old, Number(fade), 0)),)),
            ),
        ),
    )
    return program, (
        f"Write a routine for one step of a software envelope. Stage {stage.address} (0 to 3), level {level.address}. Stage 0: the level rises by {rise}, at most to 255; at 255 the stage becomes 1. Stage 1: it falls by {fall}, not below {hold} (a lower one becomes {hold}); at {hold} the stage becomes 2. Stage 2: nothing. Stage 3: it falls by {fade}, not below 0.",
        f"ADSR in software? stage byte {stage.address}: 0 attack +{rise} to 255 then 1; 1 decay -{fall} to {hold} (at least {hold}) then 2; 2 sustain; 3 release -{fade} to 0. Level byte {level.address}. The stage is below 4.",
        f"s = byte[{stage.address}], l = byte[{level.address}]; s == 0: l = min(l + {rise}, 255), l == 255 -> s = 1; s == 1: l = max(l - {fall}, {hold}), l == {hold} -> s = 2; s == 3: l = max(l - {fade}, 0).",
        f"Each voice's volume {level.address} follows an envelope: attack until full (255) in steps of {rise}, decay in steps of {fall} until {hold}, which is also its floor in that stage, then it's held; after key-off somebody sets the stage to 3 and it dies away by {fade} a tick. The stage (0, 1, 2, 3 in that order, nothing else) is {stage.address}; attack and decay hand over to the next one in the tick in which they arrive.",
    )


def mono_output(draw: Drawer) -> Made:
    left, right, option = draw.variable(8), draw.variable(8), draw.variable(8)
    bit = draw.rng.randrange(8)
    program = (
        when(
            Bits(Read(option), 1 << bit, "any"),
            put(left, Binary("average", Read(left), Read(right))),
            put(right, left),
        ),
    )
    return program, (
        f"Write a routine that makes a sound mono if bit {bit} of {option.address} is set: the volumes {left.address} (left) and {right.address} (right) both become half their sum, rounded down (the sum has nine bits). Otherwise they stay.",
        f"Stereo/mono switch? Bit {bit} of options byte {option.address} = mono: left {left.address} and right {right.address} := (left + right) / 2, no overflow. Stereo: unchanged.",
        f"if byte[{option.address}] & ${1 << bit:02X}: byte[{left.address}] = byte[{right.address}] = (byte[{left.address}] + byte[{right.address}]) >> 1, 9-bit sum.",
        f"On a TV with one speaker panned voices get lost. With the option on (bit {bit} in {option.address}) I send the mean of both volumes, {left.address} and {right.address}, to both sides, without the fraction.",
    )


def arpeggio_note(draw: Drawer) -> Made:
    tick, note, chord, result = draw.variable(8, below=3), draw.variable(8), draw.variable(8), draw.variable(8)
    high, low = Shifted(Read(chord), "right", 4), masked(chord, 0x0F)
    program = (
        Switch(
            Read(tick),
            (
                (0, (put(result, note), put(tick, 1))),
                (1, (put(result, plus(note, high)), put(tick, 2))),
                (2, (put(result, plus(note, low)), put(tick, 0))),
            ),
        ),
    )
    return program, (
        f"Write a routine that plays an arpeggio: the tick {tick.address} is 0, 1 or 2. At 0 {result.address} becomes the note {note.address}, at 1 that plus the high nibble of {chord.address}, at 2 that plus the low nibble (modulo 256). Then the tick goes on, 2 being followed by 0.",
        f"Tracker effect 0xy? Note {note.address}, xy byte {chord.address}, tick byte {tick.address} (0..2, advance and wrap after use): note, note + x, note + y in turn to {result.address}.",
        f"byte[{result.address}] = n + (0, c >> 4, c & 15)[t]; t = (t + 1) % 3; n = byte[{note.address}], c = byte[{chord.address}], t = byte[{tick.address}] < 3.",
        f"A chord on one voice: change quickly between three notes. The base note is in {note.address}; {chord.address} has the distances of the other two, second note in the upper four bits, third in the lower. {tick.address} says whose turn it is (0, 1, 2 and round again). Note to play: {result.address}.",
    )


def scale_voices(draw: Drawer) -> Made:
    volumes, outputs = draw.slots(8, 8)
    master = draw.variable(8, below=129)
    program = (
        Each(
            (volumes, outputs),
            (put(Here(outputs), Half(Shifted(Product(Read(Here(volumes)), Read(master)), "right", 7), False)),),
        ),
    )
    count = volumes.length
    return program, (
        f"Write a routine that applies a master volume: each of the {count} bytes at {volumes.address} times the byte {master.address} (0 to 128), divided by 128 and rounded down, goes to the same place of the {count} bytes at {outputs.address}.",
        f"How do I scale {count} voice volumes? In {volumes.address}, out {outputs.address} (bytes), master {master.address}, where 128 means unchanged and nothing above occurs. v * m >> 7.",
        f"o[i] = v[i] * byte[{master.address}] >> 7; i < {count}; v: {volumes.address}, o: {outputs.address}; master <= 128.",
        f"The options menu has a slider from silent (0) to full (128), kept in {master.address}. The song's own volumes, one byte for each of {count} voices from {volumes.address}, must stay as they are; what is sent to the driver stands at {outputs.address} and is the share that the slider leaves, without fractions.",
    )


def steal_voice(draw: Drawer) -> Made:
    ranks = draw.array(8, draw.one(4, 6, 8))
    rank, result = draw.variable(8), draw.variable(8)
    lowest = replace(Algorithms(draw).own("lowest"), below=ranks.length)
    program = (
        put(lowest, Extreme("min", ranks, True)),
        If(
            check(at(ranks, lowest), "<", rank),
            (put(at(ranks, lowest), rank), put(result, lowest)),
            (put(result, 0xFF),),
        ),
    )
    return program, (
        f"Write a routine that finds a voice for a sound of priority byte[{rank.address}]: of the {ranks.length} bytes at {ranks.address} (priorities of what each voice plays) take the lowest, of equals the first. If it is below the new one, that voice gets the new priority and its number goes to {result.address}; if not, {result.address} becomes $FF and nothing changes.",
        f"Voice stealing by priority? {ranks.length} voices, priorities from {ranks.address}; new sound's priority {rank.address}. Weakest voice (first on ties) if strictly weaker: overwrite its priority, number to {result.address}. Else $FF.",
        f"v = argmin p (first); if p[v] < byte[{rank.address}]: p[v] = byte[{rank.address}], byte[{result.address}] = v; else byte[{result.address}] = $FF; p: {ranks.length} bytes at {ranks.address}.",
        f"All voices are busy and somebody screams. The scream's importance is in {rank.address}, those of the playing sounds from {ranks.address} on ({ranks.length} voices, 0 for a free one). Throw out the least important, but only for something more important than it; enter the newcomer and return its voice in {result.address}, or $FF when it has to be dropped.",
    )


def same_sound_gap(draw: Drawer) -> Made:
    sound, last, gap, port = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    span = draw.rng.randrange(3, 20)
    program = (
        when(check(gap, "!=", 0), less(gap)),
        when(
            check(sound, "!=", 0),
            when(
                Either(check(sound, "!=", last), check(gap, "==", 0)),
                put(port, sound), put(last, sound), put(gap, span),
            ),
            put(sound, 0),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that keeps a sound from being repeated too soon: {gap.address} falls by 1 unless it is 0. If the request {sound.address} isn't 0 then: unless it equals {last.address} while {gap.address} isn't 0, it goes to the port {port.address} and to {last.address}, and {gap.address} becomes {span}; in any case the request becomes 0.",
        f"Debounce identical sound effects? Request {sound.address} (0 none, cleared after each call), last played {last.address}, gap timer {gap.address} (counted down first), port {port.address}. Same sound with the timer running: drop. Otherwise play, remember, timer = {span}.",
        f"g = max(g - 1, 0); if s: if s != last or g == 0: port = s, last = s, g = {span}; s = 0. s = byte[{sound.address}], last = byte[{last.address}], g = byte[{gap.address}], port = byte[{port.address}].",
        f"Ten coins at once sound like a chainsaw. Let a sound that was just played through only when {span} calls have gone by ({gap.address} counts them down, one each call, before anything else); a different one always plays at once. What's asked for is in {sound.address} - erase it whatever happens, 0 is no wish - , what was played last in {last.address}, and the APU port's shadow is {port.address}.",
    )


def brr_header(draw: Drawer) -> Made:
    header = draw.variable(8)
    shift, filter_, end, loop = (draw.variable(8) for _ in range(4))
    program = (
        put(shift, Binary("min", Shifted(Read(header), "right", 4), Number(12))),
        put(filter_, Field(Read(header), 2, 2)),
        put(loop, Field(Read(header), 1, 1)),
        put(end, masked(header, 1)),
    )
    return program, (
        f"Write a routine that reads a BRR block header, the byte {header.address}: bits 4-7 are the shift, stored at {shift.address} but no more than 12; bits 2-3 the filter, to {filter_.address}; bit 1 the loop flag to {loop.address}; bit 0 the end flag to {end.address} (0 or 1).",
        f"Decode a BRR header byte ({header.address})? Range -> {shift.address} (13 to 15 count as 12), filter -> {filter_.address}, loop -> {loop.address}, end -> {end.address}; rrrrffle.",
        f"h = byte[{header.address}] (rrrrffle); byte[{shift.address}] = min(r, 12); byte[{filter_.address}] = f; byte[{loop.address}] = l; byte[{end.address}] = e.",
        f"My sample viewer shows the nine-byte blocks of a BRR sample. Take the first byte ({header.address}) to pieces: how far the samples are shifted ({shift.address}; at most 12 is valid, higher becomes 12), which of the four filters ({filter_.address}), whether it loops ({loop.address}) and whether the sample ends here ({end.address}).",
    )


def brr_sample(draw: Drawer) -> Made:
    data, shift, result = draw.variable(8), draw.variable(8, below=13), draw.variable(16)
    second = draw.maybe(0.5)
    nibble = masked(data, 0x0F) if second else Shifted(Read(data), "right", 4)
    word = Algorithms(draw).own("sample", 16)
    extended = minus(Widened(toggled(nibble, 8)), 8)
    program = (
        put(word, extended),
        Repeat(Read(shift), (put(word, Shifted(Read(word), "left", 1)),)),
        put(result, Shifted(Read(word), "signed right", 1)),
    )
    which = "lower" if second else "upper"
    return program, (
        f"Write a routine that decodes one BRR sample without a filter: the {which} nibble of {data.address} is a signed number from -8 to 7; as a word it is shifted left by byte[{shift.address}] (0 to 12) and then right by 1, keeping the sign. The result goes to the word {result.address}.",
        f"BRR filter 0: {which} nibble of byte {data.address}, range {shift.address} (at most 12). (signed nibble << range) >> 1, 16 bits, arithmetic. To word {result.address}.",
        f"word[{result.address}] = (sign_extend_4({'d & 15' if second else 'd >> 4'}) << byte[{shift.address}]) >> 1; d = byte[{data.address}], range <= 12, two's complement.",
        f"To draw a waveform I unpack BRR data. A byte ({data.address}) holds two samples; this is about the {'second, the lower' if second else 'first, the upper'} four bits, -8 to 7. Move it up as many bits as the block's range says ({shift.address}, never over 12), halve it towards minus infinity and store the 16-bit sample at {result.address}.",
    )


def loop_sample_position(draw: Drawer) -> Made:
    place, step, end, start = draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(16)
    looped = draw.variable(8)
    program = (
        put(place, plus(place, Widened(Read(step)))),
        If(
            check(place, ">=", end),
            (put(place, plus(minus(place, end), start)), put(looped, 1)),
            (put(looped, 0),),
        ),
    )
    return program, (
        f"Write a routine that moves a sample's play position, the word {place.address}, on by the byte {step.address} (modulo 65536). If it is then at or beyond the word {end.address} (unsigned), it becomes position - end + the loop start, the word {start.address}, and {looped.address} becomes 1; else {looped.address} becomes 0.",
        f"Looping a sample pointer? pos word {place.address} += step byte {step.address}; pos >= end word {end.address}: pos = pos - end + loop word {start.address} (16-bit), byte {looped.address} = 1; not: 0.",
        f"p += byte[{step.address}]; byte[{looped.address}] = p >= word[{end.address}]; if so p = p - word[{end.address}] + word[{start.address}]; p = word[{place.address}], 16 bits.",
        f"My software mixer steps through a sample {step.address} at a time. What runs over its end ({end.address}) is carried on behind the loop point ({start.address}), so that no click is heard. Position: {place.address}; all three are words that wrap. Report in {looped.address} whether it went round (1/0).",
    )


def frames_per_beat(draw: Drawer) -> Made:
    tempo, frames, rest = draw.variable(8), draw.variable(8), draw.variable(8)
    low, high = draw.one((60, 200), (50, 240), (40, 180))
    working = Algorithms(draw)
    speed = working.own("speed")
    minute = draw.one(3600, 3000)
    program = (
        put(speed, Binary("min", Binary("max", Read(tempo), Number(low)), Number(high))),
        put(frames, Half(Quotient(Number(minute, 16), Read(speed)), False)),
        put(rest, Half(Quotient(Number(minute, 16), Read(speed), True), False)),
    )
    console = "60" if minute == 3600 else "50"
    return program, (
        f"Write a routine that converts a tempo in beats per minute, the byte {tempo.address}, to frames: the tempo is first brought into {low} to {high}; {minute} divided by it goes to {frames.address}, the remainder to {rest.address}.",
        f"How many frames is a beat at {console} Hz? BPM byte {tempo.address} (clamp to {low}..{high}); quotient of {minute} / bpm -> {frames.address}, remainder -> {rest.address}.",
        f"t = clamp(byte[{tempo.address}], {low}, {high}); byte[{frames.address}] = {minute} / t; byte[{rest.address}] = {minute} % t.",
        f"The music editor asks for the tempo ({tempo.address}, beats a minute). Slower than {low} counts as {low}, faster than {high} as {high}. At {console} frames a second a minute has {minute}: I need the whole frames per beat ({frames.address}) and, for the error accumulator, what is left over ({rest.address}).",
    )


def echo_decay(draw: Drawer) -> Made:
    ring = draw.array(8, draw.one(4, 8, 16))
    entered, out, place = draw.variable(8), draw.variable(8), draw.variable(8, below=ring.length)
    shift = draw.one(1, 2)
    program = (
        put(out, Saturating("add", Read(entered), Shifted(Read(at(ring, place)), "right", shift), 255)),
        put(at(ring, place), out),
        put(place, masked(plus(place, 1), ring.length - 1)),
    )
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Write a routine for an echo on levels: the sum of the byte {entered.address} and {part} of entry byte[{place.address}] (0 to {ring.length - 1}) of the {ring.length} bytes at {ring.address}, rounded down and at most 255, goes to {out.address} and into that entry; then the position goes on by 1, after {ring.length - 1} to 0.",
        f"Echo with feedback over a ring of {ring.length} bytes ({ring.address})? Position {place.address}; in {entered.address}; out {out.address} = min(in + (ring[pos] >> {shift}), 255), written back to ring[pos]; pos wraps at {ring.length}.",
        f"o = min(byte[{entered.address}] + (r[p] >> {shift}), 255); r[p] = o; byte[{out.address}] = o; p = (p + 1) & {ring.length - 1}; p = byte[{place.address}], r: {ring.length} bytes at {ring.address}.",
        f"My level meter should have an echo {ring.length} calls long. The ring at {ring.address} remembers what was put out; each new level ({entered.address}) gets {part} of what was there {ring.length} calls ago on top (whole numbers, limit 255). Show it at {out.address}, remember it in its place, and step to the next place ({place.address}).",
    )


def key_on_mask(draw: Drawer) -> Made:
    gates, ages = draw.array(8, 8), draw.array(8, 8)
    on, off = draw.variable(8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    program = (
        put(on, 0), put(off, 0), put(bit, 1),
        Each(
            (gates, ages),
            (
                If(
                    check(Here(gates), "!=", 0),
                    (when(check(Here(ages), "==", 0), put(on, joined(on, bit)), put(Here(ages), 1)),),
                    (when(check(Here(ages), "!=", 0), put(off, joined(off, bit)), put(Here(ages), 0)),),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that computes the DSP's KON and KOF masks for 8 voices: voice v has a gate byte at {gates.address} + v and a state byte at {ages.address} + v. If the gate isn't 0 but the state is, bit v of {on.address} is set and the state becomes 1; if the gate is 0 and the state isn't, bit v of {off.address} is set and the state becomes 0. All other bits of both masks are 0.",
        f"Key on/off bits from gates? Gates: 8 bytes {gates.address}; playing states: 8 bytes {ages.address} (0 = silent). New notes -> mask {on.address}, ended ones -> mask {off.address}, bit v for voice v; states updated to 1/0 where it changes.",
        f"for v < 8: on bit v = gate[v] && !state[v] (then state[v] = 1); off bit v = !gate[v] && state[v] (then state[v] = 0). gate {gates.address}, state {ages.address}; masks byte[{on.address}], byte[{off.address}].",
        f"The sequencer says by a nonzero byte which of the eight voices shall sound ({gates.address} on), the list at {ages.address} which are sounding. I have to tell the DSP just the changes: voices to start in {on.address}, voices to stop in {off.address}, voice 0 in the lowest bit. Keep the second list up to date as you go, with a 1 for what starts and a 0 for what stops.",
    )


RECIPES = (
    pitch_of_note,
    envelope_step,
    mono_output,
    arpeggio_note,
    scale_voices,
    steal_voice,
    same_sound_gap,
    brr_header,
    brr_sample,
    loop_sample_position,
    frames_per_beat,
    echo_decay,
    key_on_mask,
)
