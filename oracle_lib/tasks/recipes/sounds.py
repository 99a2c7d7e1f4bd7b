"""Sound and music requests in WRAM: queues for the APU ports, priorities, fades, channels, panning, tempo, playlists."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Extreme,
    Half,
    Here,
    If,
    Number,
    Position,
    Product,
    Read,
    Saturating,
    Shifted,
    Shove,
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
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def toggle_bit_request(draw: Drawer) -> Made:
    request, sound, last = draw.variable(8), draw.variable(8, below=0x80), draw.variable(8)
    program = (put(request, joined(sound, masked(toggled(last, 0x80), 0x80))), put(last, request))
    return program, (
        f"Write a routine that builds a port byte for the sound driver: the sound {sound.address} (0 to $7F) with bit 7 opposite to bit 7 of the last byte sent ({last.address}); store it at {request.address} and as the last byte.",
        f"How do I make the driver notice the same sound twice? new = (~last & $80) | sound; last byte {last.address}, sound byte {sound.address} < $80. To {request.address} and to {last.address}.",
        f"b = byte[{sound.address}] | ((byte[{last.address}] ^ $80) & $80); byte[{request.address}] = byte[{last.address}] = b; sound < $80.",
        f"My SPC program reacts when the port changes. So every request flips the top bit. Take the effect number in {sound.address} (7 bits), put the flip of {last.address}'s bit 7 on top, and write the byte both to the port's shadow {request.address} and back to {last.address}.",
    )


def next_from_queue(draw: Drawer) -> Made:
    queue = draw.array(8, draw.one(4, 6, 8))
    port = draw.variable(8)
    program = (
        when(check(port, "!=", 0), Stop()),
        put(port, at(queue, 0)),
        Shove(queue, False, Number(0)),
    )
    count = queue.length
    return program, (
        f"Write a routine that feeds the sound port: if {port.address} is 0, it gets the first of the {count} bytes at {queue.address}, the others move down by one place, and the last becomes 0. If {port.address} is not 0, nothing happens.",
        f"How do I play queued sounds one after another? Queue: {count} bytes at {queue.address}, oldest first, 0 = empty. Port shadow {port.address} free (0): take the first, shift the rest forward, 0 at the end.",
        f"if byte[{port.address}] == 0: byte[{port.address}] = q[0]; q[i] = q[i + 1] for i < {count - 1}; q[{count - 1}] = 0; q = bytes at {queue.address}.",
        f"Jingles wait in line: {count} places from {queue.address}, the next one in the first place. As soon as the driver has cleared {port.address} the next goes there and everyone moves up (a 0 comes in at the back). It may be a 0 that is sent.",
    )


def enqueue_sound(draw: Drawer) -> Made:
    queue, sound, lost = draw.array(8, draw.one(3, 4, 6, 8)), draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, Position(queue, check(Here(queue), "==", 0), 0xFF)),
        If(
            check(place, "==", 0xFF),
            (more(lost),),
            (put(at(queue, place), sound),),
        ),
    )
    return program, (
        f"Write a routine that requests a sound: the byte {sound.address} goes to the first of the {where(queue)} that is 0; if none is, the counter {lost.address} rises by 1.",
        f"How do I add a sound to a queue of {queue.length} bytes at {queue.address}, where 0 marks a free place? Sound number {sound.address}, lowest free place. Full: ++byte[{lost.address}].",
        f"i = first index with byte[{queue.address} + i] == 0, i < {queue.length}; found: byte[{queue.address} + i] = byte[{sound.address}]; else byte[{lost.address}] += 1.",
        f"Everything that clinks in a frame writes its number to one of {queue.length} slots ({queue.address} ff.), the first empty (0) one. Here comes {sound.address}. For tuning I count in {lost.address} (one byte) what found no slot.",
    )


def fade_towards(draw: Drawer) -> Made:
    volume, goal = draw.variable(8), draw.variable(8)
    step, done = draw.rng.randrange(1, 16), draw.variable(8)
    program = (
        If(
            check(volume, "<", goal),
            (put(volume, Binary("min", Saturating("add", Read(volume), Number(step), 255), Read(goal))),),
            (put(volume, Binary("max", Saturating("subtract", Read(volume), Number(step), 0), Read(goal))),),
        ),
        put(done, either(check(volume, "==", goal), 1, 0)),
    )
    return program, (
        f"Write a routine that moves the volume {volume.address} towards {goal.address} by {step}, without going past it; {done.address} becomes 1 when they are equal afterwards, else 0.",
        f"How do I fade music to a given level? volume byte {volume.address}, target byte {goal.address}, {step} a call up or down, never overshooting (unsigned, no wrap). Byte {done.address} = arrived ? 1 : 0.",
        f"v = v < g ? min(v + {step}, g) : max(v - {step}, g); byte[{done.address}] = v == g; v = byte[{volume.address}], g = byte[{goal.address}].",
        f"Entering a cave, the song gets quieter or louder step by step ({step} of 255) until it is as loud as {goal.address} says. Present loudness: {volume.address}. Once there, {done.address} shows 1, before that 0.",
    )


def pan_by_position(draw: Drawer) -> Made:
    x, camera, pan = draw.variable(16), draw.variable(16), draw.variable(8)
    steps = draw.one(3, 4, 5)
    top = (1 << (8 - steps)) - 1
    place = Algorithms(draw).own("place", 16)
    program = (
        put(place, minus(x, camera)),
        If(
            check(place, "<", 0, True),
            (put(pan, 0),),
            (
                If(
                    check(place, ">=", 0x100),
                    (put(pan, top),),
                    (put(pan, Half(Shifted(Read(place), "right", steps), False)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that computes a panning value: d = word {x.address} minus word {camera.address} (modulo 65536, signed). Negative: {pan.address} = 0; 256 or more: {top}; otherwise d / {1 << steps}, rounded down.",
        f"How do I pan a sound by where it is on the screen? Object x word {x.address}, camera x word {camera.address}; d = x - camera as a signed word; pan byte {pan.address} = clamp(d, 0, 255) >> {steps}.",
        f"byte[{pan.address}] = d < 0 ? 0 : d >= 256 ? {top} : d >> {steps}; d = signed(word[{x.address}] - word[{camera.address}]).",
        f"Footsteps at the left edge of the picture come from the left (0), at the right edge from the right ({top}). The walker is at {x.address}, the picture begins at {camera.address}, 16-bit pixels; beyond the edges use the edge's value. {1 << steps} pixels are one step of {pan.address}.",
    )


def loudness_by_distance(draw: Drawer) -> Made:
    distance, volume = draw.variable(8), draw.variable(8)
    base, shift = draw.rng.randrange(100, 256), draw.one(1, 2)
    made = Saturating("subtract", Number(base), Shifted(Read(distance), "right", shift), 0)
    program = (put(volume, made),)
    return program, (
        f"Write a routine that sets the volume by distance: {base} minus the byte {distance.address} / {1 << shift} (rounded down), not below 0, to {volume.address}.",
        f"How do I make far sounds quieter? Distance byte {distance.address}; volume byte {volume.address} = max({base} - (distance >> {shift}), 0).",
        f"byte[{volume.address}] = max({base} - (byte[{distance.address}] >> {shift}), 0).",
        f"A waterfall is {distance.address} pixels away (one byte). Beside it its loudness is {base}; every {1 << shift} pixels take 1 off, down to silence. Loudness to {volume.address}.",
    )


def song_for_room(draw: Drawer) -> Made:
    rooms = draw.array(8, draw.one(4, 6, 8))
    songs = draw.array(8, rooms.length)
    room, song, playing = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    place, wanted = working.own("place"), working.own("wanted")
    default = draw.rng.randrange(1, 100)
    program = (
        put(place, Position(rooms, check(Here(rooms), "==", room), 0xFF)),
        put(wanted, default),
        when(check(place, "!=", 0xFF), put(wanted, at(songs, place))),
        when(check(wanted, "!=", playing), put(song, wanted), put(playing, wanted)),
    )
    return program, (
        f"Write a routine that changes music by room: look for the byte {room.address} among the {where(rooms)}; at the first match the byte at the same place of the {songs.length} at {songs.address} is the song, with no match {default} is. If the song differs from {playing.address}, it goes to {song.address} and {playing.address}; else nothing changes.",
        f"How do I pick a room's music without restarting it? Room list {rooms.address}, song list {songs.address}, {rooms.length} bytes each; room byte {room.address}; default song {default}. Only if song != byte[{playing.address}]: request byte {song.address} = playing = song.",
        f"i = first with r[i] == byte[{room.address}], i < {rooms.length}; s = found ? s[i] : {default}; if s != byte[{playing.address}]: byte[{song.address}] = byte[{playing.address}] = s; r = bytes at {rooms.address}, s[] = bytes at {songs.address}.",
        f"{rooms.length} rooms have their own tune: their numbers are at {rooms.address}, the tunes in the same order at {songs.address}; everywhere else it's tune {default}. The hero entered {room.address}. A tune that is being played already ({playing.address}) isn't asked for again; a new one is written to the port {song.address} and noted as being played.",
    )


def mute_channels(draw: Drawer) -> Made:
    volumes, mask = draw.array(8, 8), draw.variable(8)
    bits = Algorithms(draw).own("bits")
    program = (
        put(bits, mask),
        Each(
            (volumes,),
            (
                when(Bits(Read(bits), 1, "any"), put(Here(volumes), 0)),
                put(bits, Shifted(Read(bits), "right", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that mutes voices: the 8 volume bytes at {volumes.address} belong to voices 0 to 7; those whose bit is set in {mask.address} become 0.",
        f"How do I silence the channels given by a mask? Volumes {volumes.address} (8 bytes), mask {mask.address}, bit n for voice n: volume[n] = 0 if the bit is 1.",
        f"for n < 8: if byte[{mask.address}] >> n & 1: byte[{volumes.address} + n] = 0.",
        f"During a speech sample some of my eight voices pause. Which, is told by the bits of {mask.address}, lowest bit for the first voice. Set their loudness bytes (from {volumes.address} on) to zero and leave the others.",
    )


def choose_voice(draw: Drawer) -> Made:
    ages, result, number = draw.array(8, draw.one(4, 6, 8)), draw.variable(8), draw.variable(8)
    sounds = draw.array(8, ages.length)
    program = (
        put(result, Extreme("max", ages, True)),
        put(at(sounds, result), number),
        put(at(ages, result), 0),
    )
    return program, (
        f"Write a routine that gives a new sound the oldest voice: of the {where(ages)} (ages) find the greatest, the first of equals; its index goes to {result.address}, the byte {number.address} to the same place of the {sounds.length} at {sounds.address}, and its age becomes 0.",
        f"How do I steal the oldest of {ages.length} voices? Age bytes {ages.address}, sound bytes {sounds.address}; new sound {number.address}. v = index of max age (lowest on ties): byte {result.address} = v, sound[v] = new, age[v] = 0.",
        f"v = argmax byte[{ages.address} + i], i < {ages.length}, first on ties; byte[{result.address}] = v; byte[{sounds.address} + v] = byte[{number.address}]; byte[{ages.address} + v] = 0.",
        f"There are {ages.length} sound channels, each with an age ({ages.address} ff.) and what it plays ({sounds.address} ff.). Effect {number.address} replaces the longest-playing one (the lower channel if two are equally old). I want to know which it was: {result.address}.",
    )


def age_voices(draw: Drawer) -> Made:
    left, sounds = draw.slots(8, 8)
    program = (
        Each(
            (left, sounds),
            (
                when(
                    check(Here(left), "!=", 0),
                    put(Here(left), minus(Here(left), 1)),
                    when(check(Here(left), "==", 0), put(Here(sounds), 0)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets notes run out: each of the {where(left)} that is not 0 is lowered by 1, and where it becomes 0 thereby, the byte at the same place of the {sounds.length} at {sounds.address} is set to 0.",
        f"How do I release finished voices? {left.length} remaining-time bytes at {left.address}, sound ids at {sounds.address}. time > 0: --time; just reached 0: id = 0. Voices with time 0 stay untouched.",
        f"for i < {left.length}: if t[i]: if --t[i] == 0: s[i] = 0; t = bytes at {left.address}, s = bytes at {sounds.address}.",
        f"For {left.length} voices I count the frames a note still sounds ({left.address}) beside what it is ({sounds.address}). One frame passes. A note whose frames are used up now is forgotten (0); one that had none keeps its entry.",
    )


def tempo_step(draw: Drawer) -> Made:
    phase, tempo, row = draw.variable(16), draw.variable(8), draw.variable(8)
    rows = draw.one(16, 32, 64)
    limit = draw.one(0x300, 0x258, 0x400, 1000)
    program = (
        more(phase, Widened(Read(tempo))),
        when(
            check(phase, ">=", limit),
            less(phase, limit),
            put(row, masked(plus(row, 1), rows - 1)),
        ),
    )
    return program, (
        f"Write a routine that advances a sequencer: the byte {tempo.address} is added to the word {phase.address}; if that is {limit} or more (unsigned), {limit} is subtracted and the row {row.address} becomes (row + 1) modulo {rows}.",
        f"How do I step pattern rows by tempo? phase word {phase.address} += tempo byte {tempo.address}; phase >= {limit}: phase -= {limit}, row byte {row.address} = (row + 1) & ${rows - 1:02X}.",
        f"p = word[{phase.address}] + byte[{tempo.address}] mod 65536; if p >= {limit}: p -= {limit}, byte[{row.address}] = (byte[{row.address}] + 1) & ${rows - 1:02X}; word[{phase.address}] = p.",
        f"A row of my music pattern is due whenever {limit} tempo units have come together in {phase.address} (word). Each frame brings {tempo.address} (byte). Keep what is beyond {limit}, and count the row ({row.address}) from 0 to {rows - 1} and round again.",
    )


def pitch_slide(draw: Drawer) -> Made:
    pitch, goal, step = draw.variable(16, below=0x4000), draw.variable(16, below=0x4000), draw.rng.randrange(4, 200)
    program = (
        If(
            check(pitch, "<", goal),
            (put(pitch, Binary("min", plus(pitch, step), Read(goal))),),
            (
                If(
                    check(minus(pitch, goal), "<", step),
                    (put(pitch, goal),),
                    (less(pitch, step),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that slides a pitch: the word {pitch.address} moves towards the word {goal.address} by {step}, not past it. Both are below $4000.",
        f"How do I do portamento? Pitch word {pitch.address}, target word {goal.address} (both < $4000), {step} per tick, stopping at the target.",
        f"p = p < g ? min(p + {step}, g) : max(p - {step}, g); p = word[{pitch.address}], g = word[{goal.address}], both < $4000.",
        f"The horn glides: from its present 14-bit pitch ({pitch.address}) to that of the next note ({goal.address}) in portions of {step}; the last portion may be smaller. One portion, please.",
    )


def vibrato_pitch(draw: Drawer) -> Made:
    pitch, phase, result = draw.variable(16), draw.variable(8), draw.variable(16)
    depth = draw.one(1, 2, 3)
    waves = Table("VibratoTable", "vibrato", tuple(n & 0xFF for n in (0, 3, 5, 3, 0, -3, -5, -3)))
    wave = Algorithms(draw).own("wave", 16)
    program = (
        put(phase, masked(plus(phase, 1), 7)),
        put(wave, Widened(Read(at(waves, masked(phase, 7))), True)),
        put(result, plus(pitch, Shifted(Read(wave), "left", depth))),
    )
    return program, (
        f"Write a routine for vibrato: the phase {phase.address} becomes (phase + 1) modulo 8; then the word {result.address} is the pitch word {pitch.address} plus {1 << depth} times the signed entry number phase of 0, 3, 5, 3, 0, -3, -5, -3 (modulo 65536).",
        f"How do I wobble a pitch? phase byte {phase.address} = (phase + 1) & 7; word {result.address} = word[{pitch.address}] + {1 << depth} * (0, 3, 5, 3, 0, -3, -5, -3)[phase].",
        f"p = byte[{phase.address}] = (byte[{phase.address}] + 1) & 7; word[{result.address}] = word[{pitch.address}] + ((0, 3, 5, 3, 0, -3, -5, -3)[p] << {depth}) mod 65536.",
        f"The violin trembles in eight steps: 0, 3, 5, 3, 0, -3, -5, -3, times {1 << depth}. Go to the next step ({phase.address}; behind step 7 comes 0, higher bits are dropped), add its value to the plain pitch {pitch.address} and store what is to be heard at {result.address}. Pitches are words.",
    )


def effect_over_music(draw: Drawer) -> Made:
    timer, music, effect, port = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    span = draw.rng.randrange(10, 90)
    program = (
        If(
            check(effect, "!=", 0),
            (put(port, effect), put(effect, 0), put(timer, span)),
            (
                when(
                    check(timer, "!=", 0),
                    less(timer),
                    when(check(timer, "==", 0), put(port, music)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets an effect interrupt the music: if the request {effect.address} is not 0, it goes to the port {port.address}, the request becomes 0 and the timer {timer.address} {span}. Otherwise a timer that isn't 0 falls by 1, and when it gets to 0 the port gets the song {music.address}.",
        f"How do I bring the song back after a fanfare? Request byte {effect.address} != 0: port byte {port.address} = request, request = 0, timer byte {timer.address} = {span}. Else timer > 0: --timer; now 0: port = byte[{music.address}].",
        f"if e: port = e, e = 0, t = {span}; else if t and --t == 0: port = byte[{music.address}]; e = byte[{effect.address}], t = byte[{timer.address}], port = byte[{port.address}].",
        f"A found treasure plays its tune over the level's: whatever number appears in {effect.address} is sent ({port.address}) and deleted there, and {span} calls later ({timer.address} counts) the level's song {music.address} is sent again. A new treasure meanwhile starts the {span} over.",
    )


def stereo_split(draw: Drawer) -> Made:
    volume, pan = draw.variable(8), draw.variable(8, below=17)
    left, right = draw.variable(8), draw.variable(8)
    program = (
        put(right, Half(Shifted(Product(Read(volume), Read(pan)), "right", 4), False)),
        put(left, minus(volume, right)),
    )
    return program, (
        f"Write a routine that splits the volume {volume.address} over two speakers: right ({right.address}) is volume * pan / 16, rounded down, with pan = the byte {pan.address} (0 to 16); left ({left.address}) is the rest.",
        f"How do I pan between left and right? volume byte {volume.address}; pan byte {pan.address} from 0 (left) to 16 (right). Byte {right.address} = (volume * pan) >> 4; byte {left.address} = volume - right.",
        f"byte[{right.address}] = v * byte[{pan.address}] >> 4; byte[{left.address}] = v - byte[{right.address}]; v = byte[{volume.address}], pan <= 16.",
        f"My mixer knows a loudness ({volume.address}) and a place in sixteenths from left to right ({pan.address}, never above 16). The right side gets that share without fraction ({right.address}), the left side what remains ({left.address}).",
    )


RECIPES = (
    toggle_bit_request,
    next_from_queue,
    enqueue_sound,
    fade_towards,
    pan_by_position,
    loudness_by_distance,
    song_for_room,
    mute_channels,
    choose_voice,
    age_voices,
    tempo_step,
    pitch_slide,
    vibrato_pitch,
    effect_over_music,
    stereo_split,
)
