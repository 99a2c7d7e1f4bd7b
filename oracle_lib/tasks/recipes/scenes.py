"""Scenes: command scripts and waits, actors and their schedules, music and sounds, what people say and do."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Each,
    Half,
    Here,
    If,
    Number,
    Pointed,
    Read,
    Saturating,
    Shifted,
    Stop,
    Switch,
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


def script_step(draw: Drawer) -> Made:
    script = draw.pointer()
    place, wait, flags = draw.variable(8, below=script.length - 1), draw.variable(8), draw.variable(8)
    end, pause, flag = draw.rng.sample(range(16), 3)
    command = Pointed(script, Read(place))
    argument = Pointed(script, plus(place, 1))
    program = (
        Switch(
            Read(command),
            (
                (end, (put(flags, joined(flags, 0x80)),)),
                (pause, (put(wait, argument), more(place, 2))),
                (flag, (put(flags, joined(flags, argument)), more(place, 2))),
            ),
            (more(place),),
        ),
    )
    return program, (
        f"Write a routine that runs one command of a script: the {script.width}-bit pointer {script.address} and the offset {place.address} (0 to {script.length - 2}) lead to it. Command {end}: set bit 7 of {flags.address}. Command {pause}: the byte behind it goes to {wait.address}, offset + 2. Command {flag}: the byte behind it is ORed into {flags.address}, offset + 2. Any other: offset + 1.",
        f"How do I interpret script bytes? Script: [{script.address}] ({script.width // 8}-byte pointer in the direct page) + byte {place.address}, which is below {script.length - 1}. {end} = end ({flags.address} |= $80), {pause} n = wait ({place.address} += 2, {wait.address} = n), {flag} m = flags ({place.address} += 2, {flags.address} |= m), all else is skipped ({place.address} += 1).",
        f"c = script[p], n = script[p + 1], p = byte[{place.address}] < {script.length - 1}, script = ({script.width}-bit pointer at {script.address}): c == {end}: byte[{flags.address}] |= $80; c == {pause}: byte[{wait.address}] = n, p += 2; c == {flag}: byte[{flags.address}] |= n, p += 2; else ++p.",
        f"My cutscenes are lists of bytes. {script.address} points to the list ({script.width} bits), {place.address} says how far we are (at most {script.length - 2}). Do what stands there: ${end:02X} finishes (top bit of {flags.address}, stay where we are), ${pause:02X} takes a delay for {wait.address}, ${flag:02X} takes bits to add to {flags.address}; those two are two bytes long, everything unknown is one byte long and does nothing.",
    )


def script_jump(draw: Drawer) -> Made:
    script = draw.pointer()
    place, flags = draw.variable(8, below=script.length - 2), draw.variable(8)
    target = Read(Pointed(script, plus(place, 2)))
    mask = Read(Pointed(script, plus(place, 1)))
    jumps = draw.one("any", "none")
    condition = Compared("!=" if jumps == "any" else "==", masked(flags, mask), Number(0))
    told = "at least one is" if jumps == "any" else "none of them is"
    sign = "!=" if jumps == "any" else "=="
    program = (If(condition, (put(place, target),), (more(place, 3),)),)
    return program, (
        f"Write a routine for a conditional jump in a script: at offset {place.address} (0 to {script.length - 3}) behind the {script.width}-bit pointer {script.address} stand the command, a mask and a target. If of the mask's bits {told} set in {flags.address}, the target becomes the new offset; otherwise the offset grows by 3.",
        f"How do I branch in my script language? Bytes at [{script.address}] + p: opcode, mask, target; p = byte {place.address} <= {script.length - 3}; the pointer has {script.width} bits. (byte {flags.address} & mask) {sign} 0: p = target; else p = p + 3.",
        f"s = {script.width}-bit pointer at {script.address}; p = byte[{place.address}] < {script.length - 2}; byte[{place.address}] = (byte[{flags.address}] & s[p + 1]) {sign} 0 ? s[p + 2] : p + 3.",
        f"'If the hero {'has' if jumps == 'any' else 'has not'} done this, go on there': three bytes, found through {script.address} ({script.width // 8} bytes of address) at position {place.address}, which leaves room for them ({script.length - 3} at most). The second byte picks bits of {flags.address}; with {'any' if jumps == 'any' else 'none'} of them set the position is taken from the third byte, else it passes all three.",
    )


def walk_to_mark(draw: Drawer) -> Made:
    x, mark, arrived = draw.variable(16), draw.variable(16), draw.variable(8)
    value = draw.one(1, 0x80, 0xFF)
    program = (
        If(
            check(x, "==", mark),
            (put(arrived, value),),
            (If(check(x, "<", mark), (more(x),), (less(x),)),),
        ),
    )
    return program, (
        f"Write a routine that walks an actor to his mark: if his x, the word {x.address}, equals the word {mark.address}, {arrived.address} becomes ${value:02X}; otherwise he goes one pixel towards it (unsigned).",
        f"How do I move a cutscene actor to a position? x word {x.address}, goal word {mark.address}. Equal already: byte {arrived.address} = ${value:02X}. Else x + 1 or x - 1 and the byte stays, also in the step that reaches the goal.",
        f"if word[{x.address}] == word[{mark.address}]: byte[{arrived.address}] = ${value:02X}; else word[{x.address}] += word[{x.address}] < word[{mark.address}] ? 1 : -1.",
        f"The king steps to the throne at {mark.address}, a pixel a frame, from wherever he is ({x.address}; two-byte coordinates). In the first call that finds him there the script may go on: ${value:02X} in {arrived.address}.",
    )


def skip_cutscene(draw: Drawer) -> Made:
    pressed, scene, step, fade = (draw.variable(8) for _ in range(4))
    start, last = draw.one(0x10, 0x80, 0x40), draw.rng.randrange(6, 30)
    out = draw.rng.randrange(1, 16)
    program = (
        If(
            Both(Both(check(scene, "!=", 0), Bits(Read(pressed), start, "any")), check(step, "<", last)),
            (put(step, last), put(fade, out)),
        ),
    )
    return program, (
        f"Write a routine that lets the player skip a cutscene: if one runs ({scene.address} not 0), ${start:02X} is set in the pressed buttons {pressed.address} and its step {step.address} is below {last}, the step becomes {last} and the fade {fade.address} becomes {out}.",
        f"How do I jump to the end of a scene on a button? Scene byte {scene.address} nonzero, byte {pressed.address} & ${start:02X}, step byte {step.address} < {last}: step = {last}, byte {fade.address} = {out}. Any of them false: nothing.",
        f"if byte[{scene.address}] && (byte[{pressed.address}] & ${start:02X}) && byte[{step.address}] < {last}: byte[{step.address}] = {last}, byte[{fade.address}] = {out}.",
        f"Seen it before? A press of ${start:02X} ({pressed.address}) takes you straight to the final step, number {last} in {step.address}, with a fade-out of kind {out} in {fade.address}. That's possible only while a scene is on ({scene.address} isn't zero) and has not got that far.",
    )


def scene_timeline(draw: Drawer) -> Made:
    frame, actor, camera, sound = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    first, second, third = sorted(draw.rng.sample(range(20, 900), 3))
    pose, pan, chord = (draw.rng.randrange(1, 200) for _ in range(3))
    program = (
        Switch(
            Read(frame),
            ((first, (put(actor, pose),)), (second, (put(camera, pan),)), (third, (put(sound, chord),))),
        ),
        more(frame),
    )
    return program, (
        f"Write a routine that plays a timeline: when the word {frame.address} is {first}, {actor.address} gets {pose}; at {second}, {camera.address} gets {pan}; at {third}, {sound.address} gets {chord}. After that, in every call, it goes up by 1.",
        f"How do I trigger events at fixed frames of a cutscene? Frame word {frame.address} == {first}: byte {actor.address} = {pose}; == {second}: byte {camera.address} = {pan}; == {third}: byte {sound.address} = {chord}. At the end, always, frame + 1.",
        f"switch (word[{frame.address}]++) {first}: byte[{actor.address}] = {pose}; {second}: byte[{camera.address}] = {pan}; {third}: byte[{sound.address}] = {chord}.",
        f"Opening scene, timed in {frame.address} (16 bits, count it up when you have looked): frame {first} the wizard raises his arms (pose ${pose:02X} in {actor.address}), frame {second} the camera turns (${pan:02X} in {camera.address}), frame {third} thunder (${chord:02X} in {sound.address}).",
    )


def lock_controls(draw: Drawer) -> Made:
    scene = draw.variable(8)
    held, pressed = draw.variable(16), draw.variable(16)
    allowed = draw.one(0x1000, 0x9000, 0x0080, 0x1080)
    program = (
        If(
            check(scene, "!=", 0),
            (put(held, masked(held, allowed)), put(pressed, masked(pressed, allowed))),
        ),
    )
    return program, (
        f"Write a routine that takes the controls away during a scene: if {scene.address} is not 0, only the bits of ${allowed:04X} stay in the words {held.address} (held) and {pressed.address} (newly pressed).",
        f"How do I freeze the player's input but keep some buttons? Scene byte {scene.address} nonzero: word {held.address} &= ${allowed:04X} and word {pressed.address} &= ${allowed:04X}. Zero: untouched.",
        f"if byte[{scene.address}]: word[{held.address}] &= ${allowed:04X}; word[{pressed.address}] &= ${allowed:04X}.",
        f"While people talk ({scene.address} other than zero) Link shall not walk off. Wipe every button out of {held.address} and {pressed.address}, 16 bits each, except those in the mask ${allowed:04X}.",
    )


def duck_volume(draw: Drawer) -> Made:
    talking, volume = draw.variable(8), draw.variable(8)
    quiet, step = draw.rng.randrange(0x20, 0x80), draw.one(2, 4, 8)
    loud = draw.rng.randrange(0xA0, 0xF0)
    program = (
        If(
            check(talking, "!=", 0),
            (less_down_to(volume, quiet, step),),
            (more_up_to(volume, loud, step),),
        ),
    )
    return program, (
        f"Write a routine that softens the music under speech: while {talking.address} is not 0 the volume {volume.address} falls by {step} a call to ${quiet:02X}, otherwise it rises by {step} to ${loud:02X}. It never goes beyond these; whatever lies beyond one becomes it when moving that way.",
        f"How do I duck the volume during messages? Talk flag {talking.address}. Set: byte {volume.address} = max(volume - {step}, ${quiet:02X}). Clear: volume = min(volume + {step}, ${loud:02X}). No wrapping.",
        f"v = byte[{volume.address}]; v = byte[{talking.address}] ? max(v - {step}, {quiet}) : min(v + {step}, {loud}); saturating.",
        f"When someone talks ({talking.address} nonzero) the orchestra gets quieter, {step} notch{'es' if step > 1 else ''} per frame until {quiet} is left of {volume.address}; in the silence afterwards it swells again in the same steps up to {loud}.",
    )


def cross_to_song(draw: Drawer) -> Made:
    wanted, playing, volume, order = (draw.variable(8) for _ in range(4))
    step, full = draw.one(4, 8, 16), draw.rng.randrange(0xA0, 0xFF)
    program = (
        If(check(wanted, "==", playing), (Stop(),)),
        less_down_to(volume, 0, step),
        If(check(volume, "==", 0), (put(playing, wanted), put(order, wanted), put(volume, full))),
    )
    return program, (
        f"Write a routine that changes songs with a fade: if the wanted song {wanted.address} differs from the playing one {playing.address}, the volume {volume.address} drops by {step}, to 0 at the lowest; when it is 0 the wanted song is stored at {playing.address} and {order.address} and the volume becomes {full}.",
        f"How do I fade one song out before the next starts? Wanted byte {wanted.address}, current byte {playing.address}; equal: nothing. Else volume byte {volume.address} = max(volume - {step}, 0); at 0: current = wanted, command byte {order.address} = wanted, volume = {full}.",
        f"if byte[{wanted.address}] != byte[{playing.address}]: v = max(v - {step}, 0); if v == 0: byte[{playing.address}] = byte[{order.address}] = byte[{wanted.address}], v = {full}; v = byte[{volume.address}].",
        f"Leaving the village: {wanted.address} names the new tune, {playing.address} the one in the air. As long as they are not the same, turn {volume.address} down by {step}, and once it is silent start the new one: its number to {order.address} and {playing.address}, the knob back to ${full:02X}.",
    )


def footsteps(draw: Drawer) -> Made:
    ground, foot, sound = draw.variable(8, below=draw.one(4, 6, 8)), draw.variable(8), draw.variable(8)
    assert ground.below
    noises = draw.table(ground.below)
    pan = draw.one(0x40, 0x80)
    program = (
        put(foot, toggled(foot, 1)),
        put(sound, joined(at(noises, ground), Chosen(Bits(Read(foot), 1, "any"), Number(pan), Number(0)))),
    )
    return program, (
        f"Write a routine for a footstep: bit 0 of {foot.address} is toggled; the sound {sound.address} is the one of the ground {ground.address} (0 to {ground.below - 1}) out of {listed(noises)}, with ${pan:02X} ORed in if that bit is now set.",
        f"How do I alternate left and right steps on different floors? {foot.address} ^= 1. Sound byte {sound.address} = [{listed(noises)}][byte {ground.address}], ground < {ground.below}; when the new bit 0 of {foot.address} is 1, also OR ${pan:02X}.",
        f"byte[{foot.address}] ^= 1; byte[{sound.address}] = [{listed(noises)}][byte[{ground.address}]] | (byte[{foot.address}] & 1 ? ${pan:02X} : 0); ground < {ground.below}.",
        f"Stone, grass, snow ...: {ground.below} grounds (number in {ground.address}) with the noises {listed(noises)}. His feet take turns, which the lowest bit of {foot.address} remembers: flip it, and if it then reads 1 the noise comes from the other side, meaning bits ${pan:02X} are added to what you store in {sound.address}.",
    )


def ambience_by_distance(draw: Drawer) -> Made:
    x, source, volume = draw.variable(16), draw.variable(16), draw.variable(8)
    reach = draw.one(128, 256, 96, 64)
    shift = {64: 2, 128: 1, 256: 0, 96: 1}[reach]
    apart = Algorithms(draw).own("apart", 16)
    loud = Half(Shifted(minus(Number(reach - 1, 16), apart), "left", shift), False)
    program = (
        put(apart, Binary("distance", Read(x), Read(source))),
        put(volume, Chosen(check(apart, ">=", reach), Number(0), loud)),
    )
    return program, (
        f"Write a routine that makes a waterfall louder the nearer the hero is: with d the distance between the words {x.address} and {source.address} (unsigned), the volume {volume.address} is 0 if d >= {reach}, else ({reach - 1} - d) * {1 << shift}.",
        f"How do I attenuate an ambient sound? Listener x {x.address}, source x {source.address}, 16 bits. d = |difference|. d < {reach}: byte {volume.address} = ({reach - 1} - d) << {shift}. Farther: 0.",
        f"d = |word[{x.address}] - word[{source.address}]|; byte[{volume.address}] = d >= {reach} ? 0 : {reach - 1 if not shift else f'{1 << shift} * ({reach - 1}'} - d{')' if shift else ''}.",
        f"The fountain at {source.address} can be heard from less than {reach} pixels away. Link is at {x.address} (words). Right beside it {volume.address} is {(reach - 1) << shift}, and each pixel between them takes {1 << shift} off; out of earshot there is silence, 0.",
    )


def villager_by_hour(draw: Drawer) -> Made:
    hour, place, busy = draw.variable(8, below=24), draw.variable(8), draw.variable(8)
    morning, noon, evening = draw.rng.randrange(5, 9), draw.rng.randrange(11, 14), draw.rng.randrange(17, 22)
    home, work, inn = draw.rng.sample(range(1, 100), 3)
    program = (
        If(Bits(Read(busy), 0x80, "any"), (Stop(),)),
        put(
            place,
            Chosen(
                check(hour, "<", morning),
                Number(home),
                Chosen(
                    check(hour, "<", noon), Number(work), Chosen(check(hour, "<", evening), Number(inn), Number(home))
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for a villager's day: unless he is busy (bit 7 of {busy.address} set), {place.address} becomes {work} from {morning} o'clock, {inn} from {noon}, {home} from {evening} until {morning} again. The hour is {hour.address}, 0 to 23.",
        f"How do I give an NPC a schedule? Hour byte {hour.address} < 24. Below {morning}: place {home}; below {noon}: {work}; below {evening}: {inn}; later: {home}. Place byte {place.address} is only written when byte {busy.address} is below $80.",
        f"if byte[{busy.address}] < $80: h = byte[{hour.address}]; byte[{place.address}] = h < {morning} ? {home} : h < {noon} ? {work} : h < {evening} ? {inn} : {home}; h < 24.",
        f"The smith forges before noon (spot {work}, {morning} till {noon}), then sits in the inn (spot {inn}, till {evening}) and sleeps at home (spot {home}). When is now? {hour.address}, whole hours of the day. Where is he? Write it to {place.address}, but leave him alone while {busy.address} says he is talking (top bit set).",
    )


def greets_differently(draw: Drawer) -> Made:
    met, message = draw.variable(8), draw.variable(8)
    first, second, later = draw.rng.sample(range(1, 250), 3)
    program = (
        put(
            message,
            Chosen(check(met, "==", 0), Number(first), Chosen(check(met, "==", 1), Number(second), Number(later))),
        ),
        more_up_to(met, draw.one(2, 9, 255)),
    )
    top = program[1].value
    assert isinstance(top, Saturating)
    most = top.bound
    return program, (
        f"Write a routine for a person who knows the hero better each time: message {message.address} is {first} at the first meeting ({met.address} is 0), {second} at the second (1), {later} at any later one; then {met.address} goes up by 1, to {most} at most.",
        f"How do I vary a greeting by how often someone was talked to? Talk counter byte {met.address}: 0 -> {first}, 1 -> {second}, else {later}, into byte {message.address}. Afterwards counter = min(counter + 1, {most}).",
        f"n = byte[{met.address}]; byte[{message.address}] = n == 0 ? {first} : n == 1 ? {second} : {later}; byte[{met.address}] = min(n + 1, {most}), no wrap.",
        f"'Who are you?' (line {first}), 'You again.' (line {second}), and from then on 'Hello, friend.' (line {later}). {met.address} counts the visits so far and stops at {most}. Put the line in {message.address} and count this visit.",
    )


def smith_tempers(draw: Drawer) -> Made:
    state, days, sword = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    needed, best = draw.rng.randrange(2, 9), draw.rng.randrange(3, 5)
    program = (
        Switch(
            Read(state),
            (
                (0, (put(days, 0), put(state, 1))),
                (1, (more(days), when(check(days, ">=", needed), put(state, 2)))),
                (2, (put(sword, best), put(state, 0))),
            ),
        ),
    )
    return program, (
        f"Write a routine for the smith, a machine of three states in {state.address}: 0 (accepts): the count {days.address} becomes 0 and the state 1. 1 (works): the count goes up by 1, and at {needed} or more the state becomes 2. 2 (hands over): the sword {sword.address} becomes {best}, the state 0.",
        f"How do I code a job that takes {needed} visits? State byte {state.address} (0, 1 or 2). 0: counter byte {days.address} = 0, state = 1. 1: counter + 1; counter >= {needed}: state = 2. 2: byte {sword.address} = {best}, state = 0.",
        f"switch (byte[{state.address}]) 0: byte[{days.address}] = 0, state = 1; 1: if ++byte[{days.address}] >= {needed}: state = 2; 2: byte[{sword.address}] = {best}, state = 0. State < 3.",
        f"'Leave your sword, come back later.' He takes the order (state 0 to 1, the days in {days.address} start at nil), works day by day (state 1) until {needed} of them are over, and finally gives Link blade number {best} ({sword.address}) and is ready for the next order. The state is kept in {state.address} and never above 2; one call is one step.",
    )


def crowd_turns(draw: Drawer) -> Made:
    xs, facings = draw.slots(8, 8)
    hero = draw.variable(8)
    left, right = draw.one((2, 3), (0, 1), (4, 6))
    value = Chosen(check(hero, "<", Here(xs)), Number(left), Number(right))
    return (Each((xs, facings), (put(Here(facings), value),)),), (
        f"Write a routine that makes a crowd look at the hero: each of the {xs.length} people with x in {where(xs)} faces {left} if the hero's x {hero.address} is smaller than theirs, else {right}. Facings: {where(facings)}. Unsigned.",
        f"How do I turn all NPCs to the player? NPC x: {where(xs)}; NPC direction: {where(facings)}; player x: byte {hero.address}. Player left of the NPC (smaller x): {left}; otherwise {right}.",
        f"for i < {xs.length}: byte[{facings.address} + i] = byte[{hero.address}] < byte[{xs.address} + i] ? {left} : {right}; unsigned.",
        f"Link makes a speech at {hero.address} and {xs.length} villagers (columns from {xs.address}) watch him: those with him to their left take pose {left}, those with him straight ahead or to their right pose {right}. The poses begin at {facings.address}, a byte a head.",
    )


RECIPES = (
    script_step,
    script_jump,
    walk_to_mark,
    skip_cutscene,
    scene_timeline,
    lock_controls,
    duck_volume,
    cross_to_song,
    footsteps,
    ambience_by_distance,
    villager_by_hour,
    greets_differently,
    smith_tempers,
    crowd_turns,
)
