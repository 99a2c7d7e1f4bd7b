"""What surrounds play: text that types, portraits, choices, cameras, music layers, parties, trials and debug menus."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Compared,
    Count,
    Each,
    Half,
    Here,
    If,
    Index,
    Number,
    Quotient,
    Read,
    Repeat,
    Scaled,
    Set,
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


def pause_at_punctuation(draw: Drawer) -> Made:
    letters = draw.array(8, draw.one(16, 24, 32))
    place, wait, beep = draw.variable(8, below=letters.length), draw.variable(8), draw.variable(8)
    stop = draw.one(0x40, 0x80, 0xC0)
    comma = draw.one(0x20, 0x60, 0xA0, 0xE0)
    long, middle, short = sorted(draw.rng.sample(range(2, 60), 3), reverse=True)
    letter = Algorithms(draw).own("letter")
    program = (
        put(letter, at(letters, place)),
        put(wait, short),
        If(Between(Read(letter), stop, stop + 15), (put(wait, long),)),
        If(Between(Read(letter), comma, comma + 15), (put(wait, middle),)),
        put(beep, masked(place, 1)),
        more(place),
    )
    ends, marks = f"${stop:02X}-${stop + 15:02X}", f"${comma:02X}-${comma + 15:02X}"
    return program, (
        f"Typewriter text: letter {place.address} (below {letters.length}) of the {where(letters)} is shown now. Wait {long} frames after one that ends a sentence ({ends}), {middle} after a comma or the like ({marks}), {short} after anything else ({wait.address}). {beep.address} = 1 for letters with an odd number, 0 for even ones. Then the number goes up by 1.",
        f"c = text[i]; wait = c in {ends} ? {long} : c in {marks} ? {middle} : {short}; beep = i & 1; ++i. text {letters.address}, i {place.address} < {letters.length}, wait {wait.address}, beep {beep.address}.",
        f"How do I let a text box pause at punctuation? Buffer {where(letters)}, position {place.address} (0 to {letters.length - 1}), delay byte {wait.address}: codes {ends} {long}, codes {marks} {middle}, other characters {short}. A beep on every second letter: {beep.address} gets bit 0 of the position before it's advanced.",
        f"Write a routine that speaks one letter. Take byte {place.address} (always < {letters.length}) of the speech at {letters.address}, {letters.length} bytes. Row {ends} of my font ends sentences, which is worth {long} frames of silence in {wait.address}; row {marks} is worth {middle}, each other sign {short}. The mouth {beep.address} is the lowest bit of the position. Go to the next position.",
    )


def portrait_of_speaker(draw: Drawer) -> Made:
    speaker, mood, face, flip = draw.variable(8, below=4), draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    faces = Table("FaceTable", "face", tuple(draw.rng.randrange(0x80) for _ in range(12)))
    right = draw.rng.randrange(1, 15)
    program = (
        put(face, at(faces, plus(Scaled(Read(speaker), 3), mood))),
        put(flip, 0),
        If(
            Compared("!=", masked(at(Table("SideMaskTable", "side mask", (1, 2, 4, 8)), speaker), right), Number(0)),
            (put(flip, 0x40),),
        ),
    )
    ones = [str(n) for n in range(4) if right >> n & 1]
    names = ", ".join(ones)
    return program, (
        f"Portraits: speaker {speaker.address} (0-3) has three faces for mood {mood.address} (0 calm, 1 glad, 2 angry); all twelve, speaker after speaker: {listed(faces)}. The face goes to {face.address}. Who stands on the right (speaker {names}) is flipped: {flip.address} = $40, else 0.",
        f"{face.address} = [{listed(faces)}][3 * s + m]; {flip.address} = s in ({names}) ? $40 : 0. s {speaker.address} < 4, m {mood.address} < 3.",
        f"How do I pick a dialogue portrait by character and mood? Character {speaker.address} under 4, mood {mood.address} under 3, table row by row (3 moods a row) {listed(faces)}, result {face.address}. Flip byte {flip.address} is the OAM bit $40 for character {names} and zero for the others.",
        f"Write a routine that shows who is talking. The picture for person {speaker.address} (four of them) in mood {mood.address} (three of them) is entry 3 * person + mood of {listed(faces)}; put it in {face.address}. Persons number {names} look the other way, that is, $40 in {flip.address}; everybody else has 0 there.",
    )


def choice_skips_closed(draw: Drawer) -> Made:
    options = draw.one(4, 5, 6, 8)
    closed = draw.array(8, options)
    cursor, blip = draw.variable(8, below=options), draw.variable(8)
    own = Algorithms(draw).own
    tries, start = own("tries"), own("before")
    program = (
        put(start, cursor),
        put(tries, options),
        While(
            check(tries, "!=", 0),
            (
                less(tries),
                more(cursor),
                when(check(cursor, "==", options), put(cursor, 0)),
                when(check(at(closed, cursor), "==", 0), put(tries, 0)),
            ),
        ),
        put(blip, 0),
        If(check(cursor, "!=", start), (put(blip, 1),)),
    )
    return program, (
        f"Menu cursor {cursor.address} (0 to {options - 1}) moves down to the next option that isn't greyed out (0 in the {where(closed)}), from the last on to the first; it may come back to where it was. {blip.address} = 1 if it is on another option then, else 0.",
        f"do i = (i + 1) % {options} until off[i] == 0 (at most {options} steps); {blip.address} = i changed. i {cursor.address} < {options}, off {where(closed)}.",
        f"How do I skip disabled entries when the cursor goes down? Disabled flags {where(closed)} (nonzero = skip), index {cursor.address} below {options}, cyclic. Every entry disabled: it ends where it began. Sound flag {blip.address}: 1 moved, 0 not.",
        f"Write the down key of a list with {options} answers. Some are forbidden: their bytes from {closed.address} on aren't zero. From answer {cursor.address} go to the following ones in a circle until one is allowed, or until you've gone all the way round. Whether that changed the answer is told in {blip.address} (1 or 0).",
    )


def name_plate_copied(draw: Drawer) -> Made:
    size_ = draw.one(4, 6, 8)
    people = draw.one(3, 4, 6)
    names, plate = draw.array(8, size_ * people), draw.array(8, size_)
    who, color = draw.variable(8, below=people), draw.variable(8)
    own = Algorithms(draw).own
    source, target = own("source"), own("target")
    base = draw.one(2, 4)
    program = (
        put(source, Scaled(Read(who), size_)),
        put(target, 0),
        Repeat(
            Number(size_),
            (put(at(plate, target), at(names, source)), more(source), more(target)),
        ),
        put(color, plus(who, base)),
    )
    return program, (
        f"Name plate: {people} names of {size_} letters each lie one after the other from {names.address}. Copy that of person {who.address} (0-{people - 1}) to the {size_} bytes at {plate.address}; the colour {color.address} is {base} + person.",
        f"plate[0..{size_ - 1}] = names[{size_} * w ...]; {color.address} = w + {base}. names {names.address}, plate {plate.address}, w {who.address} < {people}.",
        f"How do I fetch the speaker's name into the text box? Fixed-length names ({size_} bytes, {people} of them) at {names.address}; speaker number {who.address} below {people}; box buffer {plate.address}. Palette {color.address} = {base} plus the number.",
        f"Write a routine that labels a dialogue box. Person {who.address}, always under {people}, has a name of {size_} bytes at {names.address} plus {size_} times the number. Put those bytes at {plate.address} and on, and let {color.address} be the number plus {base}.",
    )


def line_by_conditions(draw: Drawer) -> Made:
    flags, line, heard = draw.variable(8), draw.variable(8), draw.variable(8)
    bits = draw.rng.sample([1 << n for n in range(8)], 3)
    lines = [draw.rng.randrange(0x100) for _ in range(4)]
    program = (
        put(line, lines[3]),
        If(
            Bits(Read(flags), bits[0], "any"),
            (put(line, lines[0]),),
            (
                If(
                    Bits(Read(flags), bits[1], "any"),
                    (put(line, lines[1]),),
                    (when(Bits(Read(flags), bits[2], "any"), put(line, lines[2])),),
                ),
            ),
        ),
        more_up_to(heard, 255),
    )
    b, t = [f"${one:02X}" for one in bits], [f"${one:02X}" for one in lines]
    return program, (
        f"What a villager says depends on what happened, the most important thing first: {b[0]} of {flags.address} set: line {t[0]}; otherwise {b[1]} set: {t[1]}; otherwise {b[2]} set: {t[2]}; otherwise {t[3]}. Line number to {line.address}; {heard.address} counts the talks (255 at most).",
        f"f & {b[0]} ? {t[0]} : f & {b[1]} ? {t[1]} : f & {b[2]} ? {t[2]} : {t[3]} -> {line.address}; {heard.address} = min({heard.address} + 1, 255). f {flags.address}.",
        f"How do I choose dialogue by story flags with priorities? Flag byte {flags.address}. Masks in order {', '.join(b)}, lines {', '.join(t[:3])}, default {t[3]}. First flag that is on wins. Output {line.address}, plus a saturating talk counter {heard.address}.",
        f"Write a chatty neighbour. She tells the first of these that applies: {t[0]} if mask {b[0]} is on in {flags.address}, {t[1]} if {b[1]} is, {t[2]} if {b[2]} is, {t[3]} if none is. The number of her speech belongs in {line.address}. Each visit adds one to {heard.address}, unless that is 255 already.",
    )


def camera_eases(draw: Drawer) -> Made:
    camera, goal, arrived = draw.variable(16), draw.variable(16), draw.variable(8)
    shift = draw.one(2, 3, 4)
    step = Algorithms(draw).own("step", 16)
    program = (
        put(arrived, 0),
        If(check(camera, "==", goal), (put(arrived, 1), Stop())),
        put(step, plus(Shifted(Binary("distance", Read(camera), Read(goal)), "right", shift), 1)),
        If(check(camera, "<", goal), (more(camera, step),), (less(camera, step),)),
    )
    return program, (
        f"Cutscene camera that slows down as it arrives: each frame {camera.address} moves towards {goal.address} by 1 plus a {1 << shift}th of the distance (rounded down). When both are equal it stays and {arrived.address} = 1, else {arrived.address} = 0. Unsigned words.",
        f"c == g: done = 1. Else done = 0, s = (|c - g| >> {shift}) + 1, c += c < g ? s : -s. c {camera.address}, g {goal.address} words, done byte {arrived.address}.",
        f"How do I pan smoothly to a target? Position word {camera.address}, target word {goal.address}; step = distance / {1 << shift} + 1, so it always gets there. {arrived.address} tells 1 on entry at the target (no movement), otherwise 0.",
        f"Write a pan of the view. Is {camera.address} where {goal.address} wants it (16 bits each, unsigned)? Then 1 to {arrived.address} and nothing more. If it isn't, 0, and it comes nearer by the distance shifted right {shift} times, plus one pixel.",
    )


def cinema_bars_slide(draw: Drawer) -> Made:
    scene, bars, bottom, locked = draw.variable(8, below=2), draw.variable(8), draw.variable(8), draw.variable(8)
    most, step = draw.one(16, 20, 24, 32), draw.one(1, 2, 4)
    lines = draw.one(224, 224, 239)
    program = (
        If(check(scene, "==", 1), (more_up_to(bars, most, step),), (less_down_to(bars, 0, step),)),
        put(bottom, minus(Number(lines), bars)),
        put(locked, 0),
        If(check(bars, "!=", 0), (put(locked, 1),)),
    )
    return program, (
        f"Cinema bars: during a scene ({scene.address} = 1) the bar height {bars.address} grows by {step} to {most}, otherwise (0) it shrinks by {step} to 0. The lower bar begins at line {lines} - height ({bottom.address}). While there are bars {locked.address} is 1 (no control), else 0.",
        f"h = scene ? min(h + {step}, {most}) : max(h - {step}, 0); bottom = {lines} - h; lock = h != 0. scene {scene.address} (0/1), h {bars.address}, bottom {bottom.address}, lock {locked.address}.",
        f"How do I slide letterbox bars in and out? Scene flag {scene.address} 0/1, height {bars.address} (up to {most}, {step} lines a frame), first line of the bottom bar {bottom.address} (screen has {lines} lines), input lock {locked.address} 1 as long as the new height isn't zero.",
        f"Write the black bars of a cutscene. {scene.address} is 1 while it plays and 0 afterwards. The upper bar's height {bars.address} changes by {step} per frame, not beyond {most} and not below 0; where the lower one starts, {lines} minus the height, is written to {bottom.address}. The player may move only when the height is nothing: 0 in {locked.address}, else 1.",
    )


def music_layers(draw: Drawer) -> Made:
    threat, layers, calm = draw.variable(8), draw.variable(8), draw.variable(8)
    low, high = sorted(draw.rng.sample(range(10, 200), 2))
    frames = draw.rng.randrange(60, 240)
    program = (
        If(check(threat, ">=", low), (put(calm, frames), put(layers, joined(layers, 2)))),
        If(check(threat, ">=", high), (put(layers, joined(layers, 4)),)),
        If(check(threat, ">=", low), (Stop(),)),
        less_down_to(calm, 0),
        when(check(calm, "==", 0), put(layers, 1)),
    )
    return program, (
        f"Dynamic music: layers are bits of {layers.address}. A threat {threat.address} of {low} or more switches bit 1 on, of {high} or more bit 2 too, and sets the calm-down timer {calm.address} to {frames}. Below {low} the timer falls by 1 (floor 0), and at 0 only layer bit 0 plays ({layers.address} = 1).",
        f"t >= {low}: calm = {frames}, L |= 2, and t >= {high}: L |= 4. t < {low}: calm = max(calm - 1, 0), calm == 0 -> L = 1. t {threat.address}, calm {calm.address}, L {layers.address}.",
        f"How do I add drums in danger and take them out later? Threat byte {threat.address}; track mask {layers.address}: or in $02 from {low}, $04 from {high}; hold timer {calm.address}, reloaded with {frames} at {low}+, otherwise counted down; expired: mask = $01.",
        f"Write a conductor. When {threat.address} has reached {low} he lets the second instrument play (bit 1 of {layers.address}), when it has reached {high} also the third (bit 2), and he resolves to keep it so for {frames} frames ({calm.address}). In less danger the frames run out one by one, not below zero; once there are none, only bit 0 of {layers.address} is left on.",
    )


def text_waits_by_length(draw: Drawer) -> Made:
    text, wait, auto = draw.text(), draw.variable(8), draw.variable(8, below=2)
    base, factor = draw.rng.randrange(20, 50), draw.one(2, 3, 4)
    count = Algorithms(draw).own("letters")
    program = (
        If(check(auto, "==", 0), (put(wait, 0xFF), Stop())),
        Set(count, Count(text, None)),
        put(wait, plus(Scaled(Read(count), factor), base)),
    )
    return program, (
        f"How long a text box stays open: {base} frames plus {factor} per letter of the text at {text.address} (it ends with ${text.end:02X}, at most {text.most} letters before it). Only with auto-advance on ({auto.address} = 1); off (0) means $FF, wait for a button. Result {wait.address}, 8 bits.",
        f"{wait.address} = auto ? ({base} + {factor} * len) & $FF : $FF. auto {auto.address} (0/1); text {text.address}, terminator ${text.end:02X} not counted, len <= {text.most}.",
        f"How do I time automatic text by its length? String at {text.address}, up to {text.most} bytes and a ${text.end:02X}. Display time byte {wait.address} = {base} + {factor} * length (mod 256), or 255 when the option {auto.address} is 0 instead of 1.",
        f"Write a routine that decides when to turn a page. A player who turns pages himself (0 in {auto.address}) gets $FF in {wait.address}. For the others (1) count the bytes from {text.address} up to the ${text.end:02X} (never more than {text.most}), take {factor} frames for each and {base} on top; the low byte goes to {wait.address}.",
    )


def fallen_to_rear(draw: Drawer) -> Made:
    hp = draw.array(8, draw.one(3, 4, 5))
    order = draw.array(8, hp.length)
    fallen = draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(fallen, 0),
        put(place, 0),
        Each((hp,), (when(check(Here(hp), "!=", 0), put(at(order, place), Index()), more(place)),)),
        Each((hp,), (when(check(Here(hp), "==", 0), put(at(order, place), Index()), more(place), more(fallen)),)),
    )
    return program, (
        f"Marching order of {hp.length} heroes: first the living ones by their numbers, then the dead ones (HP 0, the {where(hp)}) by theirs. Numbers, from 0, go to the {where(order)}; {fallen.address} = how many are dead.",
        f"order = [i : hp[i] != 0] + [i : hp[i] == 0], both ascending; {fallen.address} = count(hp[i] == 0). hp {where(hp)}, order {where(order)}.",
        f"How do I move fallen party members to the back? HP {where(hp)}; write the sorted member indices (alive first, otherwise unchanged order) to the {where(order)}, and the number of fallen ones to {fallen.address}.",
        f"Write a routine for a party on the march. Whoever has life in him (his byte among the {where(hp)} isn't zero) walks ahead, the others are carried behind, and within both groups the lower number goes first. The {order.length} bytes at {order.address} receive the numbers from head to tail, {fallen.address} that of the carried.",
    )


def living_mean_level(draw: Drawer) -> Made:
    hp, levels = draw.one(draw.slots, draw.records)(8, 8)
    mean = draw.variable(8)
    own = Algorithms(draw).own
    total, alive = own("total", 16), own("alive")
    program = (
        put(total, 0),
        put(alive, 0),
        Each(
            (hp, levels),
            (when(check(Here(hp), "!=", 0), more(total, Widened(Read(Here(levels)))), more(alive)),),
        ),
        put(mean, 0),
        If(check(alive, "!=", 0), (put(mean, Half(Quotient(Read(total), Read(alive)), False)),)),
    )
    return program, (
        f"Average level of those who live, rounded down: {hp.length} members, HP: {where(hp)} (0 = dead), levels: {where(levels)}. To {mean.address}; 0 if nobody lives.",
        f"{mean.address} = floor(sum(lv[i] : hp[i] != 0) / count(hp[i] != 0)), 0 when the count is 0. hp {where(hp)}; lv {where(levels)}; 16-bit sum.",
        f"How do I scale encounters to the mean level of the living party? Health bytes: {where(hp)}. Level bytes: {where(levels)}. Skip members with no health; integer mean into {mean.address}, zero for a wiped-out party.",
        f"Write a routine that judges a troop of {hp.length}. Add up the levels (the {where(levels)}) of all whose hit points (the {where(hp)}) aren't zero, without overflow, and divide by how many those are. The whole part goes to {mean.address}; with all dead it's zero.",
    )


def reserves_get_half(draw: Drawer) -> Made:
    experience, active = draw.slots(16, 8)
    gain, shown = draw.variable(8), draw.variable(8)
    program = (
        put(shown, Shifted(Read(gain), "right", 1)),
        Each(
            (experience, active),
            (
                when(
                    Bits(Read(Here(active)), 0x80, "none"),
                    If(
                        Bits(Read(Here(active)), 0x01, "any"),
                        (put(Here(experience), plus(Here(experience), Widened(Read(gain)))),),
                        (put(Here(experience), plus(Here(experience), Widened(Read(shown)))),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Experience after a battle: {gain.address} points for each member in the front line (bit 0 of his state set), half (rounded down, also noted in {shown.address}) for the reserves, nothing for the dead (bit 7 set). States: {where(active)}; experience: {where(experience)}, which wrap.",
        f"h = {gain.address} >> 1 -> {shown.address}; for i, !(st[i] & $80): xp[i] += st[i] & 1 ? {gain.address} : h. st {where(active)}, xp {where(experience)}.",
        f"How do I give reserve members half the XP? Per member a state byte ({where(active)}: $80 dead, $01 active) and 16-bit XP ({where(experience)}). Gain byte {gain.address}. Dead: none. Active: all. Others: gain / 2, the value of which I want in {shown.address} too.",
        f"Write the reward of a fight for {active.length} heroes. {shown.address} becomes half of {gain.address} without the fraction. A hero whose state (one of the {where(active)}) has its top bit on gets nothing. From the others those with the lowest bit on get {gain.address}, those with it off the half, added to their two-byte totals from {experience.address}.",
    )


def next_in_turn_order(draw: Drawer) -> Made:
    speed, acted = draw.one(draw.slots, draw.records)(8, 8)
    who = draw.variable(8)
    own = Algorithms(draw).own
    best = own("best")
    program = (
        put(who, 0xFF),
        put(best, 0),
        Each(
            (speed, acted),
            (
                when(
                    Both(check(Here(acted), "==", 0), check(Here(speed), ">", best)),
                    put(best, Here(speed)),
                    put(who, Index()),
                ),
            ),
        ),
        If(check(who, "!=", 0xFF), (put(at(acted, who), 1),)),
    )
    return program, (
        f"Whose turn is it? Of {speed.length} fighters the fastest who hasn't acted yet (0 in the {where(acted)}); speeds: {where(speed)}, of equals the first, and who has speed 0 never acts. His number goes to {who.address} and he is marked as having acted (1). Nobody: {who.address} = $FF.",
        f"{who.address} = argmax(spd[i] : !acted[i] && spd[i] > 0), first on ties, $FF if none; acted[who] = 1. spd {where(speed)}; acted {where(acted)}.",
        f"How do I pick the next actor by speed each turn? Speed bytes {where(speed)}; done flags {where(acted)}. Highest speed among those with flag 0, lower index on a draw, speed zero excluded. Set his flag to 1, index to {who.address}, or $FF when all are done.",
        f"Write the order of a battle. Look among {speed.length} combatants for the one with the greatest speed ({where(speed)}) whose flag ({where(acted)}) is zero; the first such of several, and none that can't move at all (speed 0). Write his number to {who.address} and 1 to his flag. If there's no one, write $FF and leave the flags.",
    )


def debug_digit_edit(draw: Drawer) -> Made:
    number, cursor, pressed = draw.variable(16), draw.variable(8, below=4), draw.variable(8)
    ones = Table("DigitOneTable", "one at the cursor", (0x1000, 0x0100, 0x0010, 0x0001), 16)
    masks = Table("DigitMaskTable", "digit at the cursor", (0xF000, 0x0F00, 0x00F0, 0x000F), 16)
    own = Algorithms(draw).own
    mask, fresh = own("mask", 16), own("fresh", 16)
    program = (
        If(Bits(Read(pressed), 0x01, "any"), (put(cursor, masked(plus(cursor, 1), 3)), Stop())),
        If(Bits(Read(pressed), 0x08, "none"), (Stop(),)),
        put(mask, at(masks, cursor)),
        put(fresh, masked(plus(number, at(ones, cursor)), mask)),
        put(number, joined(masked(number, Unary("not", Read(mask))), fresh)),
    )
    return program, (
        f"Debug menu: edit the hex word {number.address} digit by digit. Right (${1:02X} in the new presses {pressed.address}) moves the cursor {cursor.address} (0-3, 0 is the leftmost digit) one on, after 3 comes 0. Otherwise Up (${8:02X}) adds 1 to the digit at the cursor, F becomes 0, and the other digits stay.",
        f"p & 1: c = (c + 1) & 3. Else p & 8: nibble c (0 = top) of word {number.address} += 1 mod 16, no carry out. p {pressed.address}, c {cursor.address} < 4.",
        f"How do I make a hex editor for a 16-bit value in a test menu? Value {number.address}; digit cursor {cursor.address} below 4, from the most significant; new buttons {pressed.address}: $01 = right (cursor + 1, cyclic, takes precedence), $08 = up (that digit + 1, wrapping within itself).",
        f"Write two keys of a cheat screen. Key $01 in {pressed.address} goes to the next of the four hex digits of {number.address} (two bytes): {cursor.address} is 0 for the highest to 3 for the lowest, then 0 again. If that key wasn't hit, key $08 raises the digit under the cursor, with $F followed by $0 and nothing carried over.",
    )


def debug_combo_toggles(draw: Drawer) -> Made:
    held, fresh, flags, used = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    one, other, third = draw.rng.sample((0x08, 0x04, 0x02, 0x01), 3)
    names = {8: "Up", 4: "Down", 2: "Left", 1: "Right"}
    a, b, c = draw.rng.sample([1 << n for n in range(8)], 3)
    program = (
        If(Bits(Read(held), 0x20, "none"), (Stop(),)),
        when(Bits(Read(fresh), one, "any"), put(flags, toggled(flags, a))),
        when(Bits(Read(fresh), other, "any"), put(flags, toggled(flags, b))),
        when(Bits(Read(fresh), third, "any"), put(flags, masked(flags, 0xFF - c))),
        when(Bits(Read(flags), a | b, "any"), put(used, 1)),
    )
    n1, n2, n3 = names[one], names[other], names[third]
    return program, (
        f"Test keys, while Select (bit 5 of {held.address}) is held: newly pressed {n1} flips cheat ${a:02X} of {flags.address}, {n2} flips ${b:02X}, {n3} clears ${c:02X} (new presses: {fresh.address}, {n1} = ${one:02X}, {n2} = ${other:02X}, {n3} = ${third:02X}; several may come at once). If ${a:02X} or ${b:02X} is on then, {used.address} = 1 so that the record doesn't count. Without Select nothing.",
        f"Select ($20 of {held.address}) held: {fresh.address} & ${one:02X} -> F ^= ${a:02X}; & ${other:02X} -> F ^= ${b:02X}; & ${third:02X} -> F &= ~${c:02X}; F & ${a | b:02X} -> {used.address} = 1. F {flags.address}.",
        f"How do I toggle debug options with Select + direction? Held byte {held.address} ($20 = Select), edges {fresh.address}: ${one:02X} toggles option ${a:02X}, ${other:02X} toggles ${b:02X}, ${third:02X} switches ${c:02X} off, in {flags.address}. With one of ${a:02X}, ${b:02X} active afterwards mark {used.address} with 1 (never unmark).",
        f"Write a cheat handler that works only with ${0x20:02X} down in {held.address}. Of the buttons just pressed ({fresh.address}) ${one:02X} inverts bit value ${a:02X} of the options {flags.address}, ${other:02X} inverts ${b:02X}, and ${third:02X} turns ${c:02X} off. Then any of the first two options being on puts 1 into {used.address}.",
    )


def split_against_best(draw: Drawer) -> Made:
    best = draw.array(16, draw.one(4, 6, 8))
    sector, time, gap, ahead = (
        draw.variable(8, below=best.length),
        draw.variable(16),
        draw.variable(16),
        draw.variable(8),
    )
    program = (
        put(ahead, 0),
        put(gap, Binary("distance", Read(time), Read(at(best, sector)))),
        If(check(time, "<", at(best, sector)), (put(ahead, 1), put(at(best, sector), time))),
    )
    return program, (
        f"Time trial: at the end of sector {sector.address} (below {best.length}) compare the word {time.address} with the best time of the sector (the {where(best)}). The difference, without sign, goes to the word {gap.address}. Faster: {ahead.address} = 1 and the time is the new best; otherwise {ahead.address} = 0. Unsigned.",
        f"gap = |t - best[s]|; ahead = t < best[s]; ahead: best[s] = t. t {time.address}, s {sector.address} < {best.length}, best {where(best)}, gap word {gap.address}, ahead byte {ahead.address}.",
        f"How do I show +/- split times? Split word {time.address}, sector index {sector.address} (0 to {best.length - 1}), stored best splits {where(best)}. Absolute gap to {gap.address} (taken before the update), sign flag {ahead.address}: 1 ahead (save the split), 0 level or behind.",
        f"Write a stopwatch's split. Sector number {sector.address} is below {best.length} and has a record in the list at {best.address} ({best.length} words). By how much {time.address} differs from that record is written to {gap.address}, 16 bits. A shorter time replaces the record and puts 1 into {ahead.address}; any other puts 0 there.",
    )


def ghost_recorded(draw: Drawer) -> Made:
    xs, ys = draw.slots(8, 8)
    frame, x, y, length = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    mask = draw.one(3, 7)
    program = (
        If(Bits(Read(frame), mask, "any"), (Stop(),)),
        If(check(length, ">=", xs.length), (Stop(),)),
        put(at(xs, length), x),
        put(at(ys, length), y),
        more(length),
    )
    return program, (
        f"Record a ghost: in every frame whose number {frame.address} is a multiple of {mask + 1}, store the hero's x {x.address} and y {y.address} as the next of {xs.length} points (x: {where(xs)}; y: {where(ys)}; {length.address} points exist already). A full list ({xs.length} or more) takes nothing.",
        f"f % {mask + 1} == 0 && n < {xs.length}: px[n] = x, py[n] = y, ++n. f {frame.address}, n {length.address}, x {x.address}, y {y.address}, px {xs.address}, py {ys.address}.",
        f"How do I save positions for a racing ghost every {mask + 1} frames? Frame counter {frame.address} (low {mask.bit_length()} bits zero), sample count {length.address}, buffers {where(xs)} for x ({x.address}) and {where(ys)} for y ({y.address}); stop when the buffers are full.",
        f"Write a flight recorder. Unless {frame.address} is divisible by {mask + 1}, or {length.address} has come to {xs.length}, it notes where the hero is: byte {x.address} goes to {xs.address} plus {length.address}, byte {y.address} to {ys.address} plus {length.address}, and {length.address} goes up by one.",
    )


def initials_letter(draw: Drawer) -> Made:
    pressed, name, place = draw.variable(8), draw.array(8, 3), draw.variable(8, below=3)
    first = draw.one(0x41, 0x00, 0x0A, 0xA1)
    last = first + 25
    letter = at(name, place)
    program = (
        If(
            Bits(Read(pressed), 0x08, "any"),
            (If(check(letter, ">=", last), (put(letter, first),), (put(letter, plus(letter, 1)),)), Stop()),
        ),
        If(
            Bits(Read(pressed), 0x04, "any"),
            (If(check(letter, "<=", first), (put(letter, last),), (put(letter, minus(letter, 1)),)), Stop()),
        ),
        If(Bits(Read(pressed), 0x01, "any"), (when(check(place, "<", 2), more(place)),)),
    )
    return program, (
        f"Entering initials: three letters at {name.address}, the cursor {place.address} (0-2). New presses {pressed.address}: Up ($08) goes to the next letter, from Z (${last:02X}, or above) to A (${first:02X}); else Down ($04) to the one before, from A (or below) to Z; else Right ($01) moves the cursor on, but not beyond 2.",
        f"p & 8: c = c >= ${last:02X} ? ${first:02X} : c + 1. Else p & 4: c = c <= ${first:02X} ? ${last:02X} : c - 1. Else p & 1: i = min(i + 1, 2). c = byte {name.address} + i, i {place.address} < 3, p {pressed.address}.",
        f"How do I do three-letter high score names? Letters {where(name)} with codes ${first:02X} (A) to ${last:02X} (Z), index {place.address} below 3, buttons {pressed.address}: $08 next letter, $04 previous letter (both cyclic, anything outside counts as the end), $01 next position up to the third. First match in that order only.",
        f"Write the keys of a name entry with three places ({name.address} on; {place.address}, under 3, is the place). Bit $08 of {pressed.address} turns the letter wheel forward, bit $04 backward, bit $01 goes to the next place, if there is one; only the first of these that's on counts. The wheel has ${first:02X} to ${last:02X}; at or past either end it continues at the other.",
    )


def medal_improves(draw: Drawer) -> Made:
    time, medals = draw.variable(16), draw.array(8, draw.one(4, 6, 8))
    course = draw.variable(8, below=medals.length)
    news, now = draw.variable(8), Algorithms(draw).own("medal")
    gold = draw.rng.randrange(600, 3000)
    silver = gold + draw.rng.randrange(100, 1200)
    bronze = silver + draw.rng.randrange(100, 1200)
    program = (
        put(now, 0),
        when(check(time, "<", bronze), put(now, 1)),
        when(check(time, "<", silver), put(now, 2)),
        when(check(time, "<", gold), put(now, 3)),
        put(news, 0),
        If(check(now, ">", at(medals, course)), (put(at(medals, course), now), put(news, now))),
    )
    return program, (
        f"Medals: a time {time.address} (word, frames) under {gold} is gold (3), under {silver} silver (2), under {bronze} bronze (1), else none (0). If that's better than the medal of course {course.address} (below {medals.length}; the {where(medals)}), it replaces it and {news.address} is the new medal; otherwise {news.address} = 0.",
        f"m = t < {gold} ? 3 : t < {silver} ? 2 : t < {bronze} ? 1 : 0; m > best[c] ? (best[c] = m, news = m) : news = 0. t word {time.address}, c {course.address} < {medals.length}, best {where(medals)}, news {news.address}.",
        f"How do I award gold/silver/bronze by time and never downgrade? 16-bit time {time.address}, limits (exclusive) {gold}, {silver}, {bronze}; medals 3, 2, 1, none 0; stored per course in {where(medals)}, course index {course.address} under {medals.length}; announcement {news.address} only for an improvement, else zero.",
        f"Write a judge for races. Whoever needs fewer than {gold} frames ({time.address}, two bytes) earns 3, fewer than {silver} 2, fewer than {bronze} 1, anybody else 0. Should this be more than what course {course.address} shows so far (its byte in the list at {medals.address}, {medals.length} bytes; the number always fits), show it there and in {news.address}. Should it not be, put 0 into {news.address}.",
    )


def jukebox_next(draw: Drawer) -> Made:
    songs = draw.array(8, draw.one(8, 12, 16))
    track, request = draw.variable(8, below=songs.length), draw.variable(8)
    own = Algorithms(draw).own
    found, left = own("found"), own("steps")
    program = (
        put(found, track),
        put(left, songs.length),
        While(
            check(left, "!=", 0),
            (
                less(left),
                If(check(found, "==", 0), (put(found, songs.length - 1),), (less(found),)),
                when(Bits(Read(at(songs, found)), 0x80, "any"), put(left, 0)),
            ),
        ),
        put(track, found),
        put(request, masked(at(songs, found), 0x7F)),
    )
    return program, (
        f"Jukebox, previous track: from {track.address} (below {songs.length}) go down, from 0 to {songs.length - 1}, to the next song that is unlocked (bit 7 set in the {where(songs)}), after all {songs.length} at the latest. The place goes back to {track.address}, the song's low seven bits to {request.address}.",
        f"do i = i ? i - 1 : {songs.length - 1} until s[i] & $80 (max {songs.length} steps); {request.address} = s[i] & $7F. i {track.address} < {songs.length}, s {where(songs)}.",
        f"How do I step back through a sound test that hides locked songs? List {where(songs)}: song number in bits 0-6, bit 7 = unlocked. Current index {track.address} (0 to {songs.length - 1}, cyclic downwards). With nothing unlocked it ends where it was. Number to play: {request.address}.",
        f"Write a music box with {songs.length} discs at {songs.address}, a byte each. Turn it from disc {track.address} (always one of them) backwards, round and round, until a disc with its top bit on comes up or one whole turn is made. Store the disc's place in {track.address} and its byte without the top bit in {request.address}.",
    )


RECIPES = (
    pause_at_punctuation,
    portrait_of_speaker,
    choice_skips_closed,
    name_plate_copied,
    line_by_conditions,
    camera_eases,
    cinema_bars_slide,
    music_layers,
    text_waits_by_length,
    fallen_to_rear,
    living_mean_level,
    reserves_get_half,
    next_in_turn_order,
    debug_digit_edit,
    debug_combo_toggles,
    split_against_best,
    ghost_recorded,
    initials_letter,
    medal_improves,
    jukebox_next,
)
