"""More uses of the pad: notation, helpers, judges, filters, demos, entry of names, pages."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Half,
    Here,
    If,
    Read,
    Saturating,
    Set,
    Shifted,
    Switch,
    Unary,
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
)

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_BITS = {"B": 0x8000, "Y": 0x4000, "A": 0x80, "X": 0x40, "L": 0x20, "R": 0x10, "Select": 0x2000, "Start": 0x1000}


def keypad_direction(draw: Drawer) -> Made:
    pad, number = draw.variable(16), draw.variable(8)
    program = (
        put(number, 5),
        when(Bits(Read(pad), 0x0100, "any"), put(number, 6)),
        when(Bits(Read(pad), 0x0200, "any"), put(number, 4)),
        when(Bits(Read(pad), 0x0800, "any"), put(number, plus(number, 3))),
        when(Bits(Read(pad), 0x0400, "any"), put(number, minus(number, 3))),
    )
    return program, (
        f"Write a routine that names a direction by the keys of a numeric keypad: starting from 5, Right in the pad word {pad.address} makes 6, Left makes 4 (Left counts if both are held); then Up adds 3 and Down subtracts 3. The number goes to {number.address}.",
        f"Numpad notation (1-9, 5 neutral) of the cross? Pad word {pad.address} -> byte {number.address}. Left beats Right; Up and Down together cancel out.",
        f"n = Left ? 4 : Right ? 6 : 5; n += 3 * Up - 3 * Down; byte[{number.address}] = n; cross bits of word[{pad.address}] ($0800 Up, $0400 Down, $0200 Left, $0100 Right).",
        f"Fighting game players write 236 for a quarter circle. My training mode prints such digits: like a keypad with 8 on top, 4 at the left and 5 in the middle. Convert what is held in {pad.address} (16 bits, joypad layout) and store the digit at {number.address}. With both sides held take the left, with both up and down neither.",
    )


def sticky_run(draw: Drawer) -> Made:
    held, pressed, running = draw.variable(16), draw.variable(16), draw.variable(8)
    toggle, button = draw.one("L", "R", "Select"), draw.one("Y", "B", "X")
    program = (
        when(Bits(Read(pressed), _BITS[toggle], "any"), put(running, toggled(running, 1))),
        when(Bits(Read(running), 1, "any"), put(held, joined(held, _BITS[button]))),
    )
    return program, (
        f"Write a routine that keeps a button down for the player: a new press of {toggle} (word {pressed.address}) inverts bit 0 of {running.address}; while that bit is set, {button} is set in the held word {held.address}.",
        f"Toggle run: {toggle} in presses word {pressed.address} flips bit 0 of {running.address}; bit on -> OR {button} into held word {held.address}. How?",
        f"if word[{pressed.address}] has {toggle}: byte[{running.address}] ^= 1; if byte[{running.address}] & 1: word[{held.address}] |= {button}.",
        f"My thumb hurts from holding {button} to run. Tapping {toggle} should switch running on and off (lowest bit of {running.address}, effective at once), and when it is on the game is made to believe that {button} is held ({held.address}). Fresh presses are in {pressed.address}; both words have the layout of $4218.",
    )


def second_player_helps(draw: Drawer) -> Made:
    one, two, result = draw.variable(16), draw.variable(16), draw.variable(16)
    program = (
        If(
            Bits(Read(one), 0x0F00, "none"),
            (put(result, joined(one, masked(two, 0x0F00))),),
            (put(result, one),),
        ),
    )
    return program, (
        f"Write a routine for a helping second player: the word {result.address} becomes the first pad's word {one.address}; if that has no direction (bits $0F00 all clear), the direction bits of the second pad, the word {two.address}, are put in.",
        f"Pad 2's cross takes over when pad 1's is neutral? Pads: words {one.address}, {two.address}; output word {result.address}. Buttons always from pad 1.",
        f"word[{result.address}] = p1 | (p1 & $0F00 ? 0 : p2 & $0F00); p1 = word[{one.address}], p2 = word[{two.address}].",
        f"A parent with the second controller may steer as long as the child doesn't. So use everything from {one.address}, and where no arrow is held there, the arrows of {two.address}. Write the mixture to {result.address}. All three are pad words.",
    )


def rhythm_judge(draw: Drawer) -> Made:
    timer, pressed, verdict, score = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(16)
    name = draw.one("A", "B", "X", "Y")
    great, good = sorted(draw.rng.sample(range(2, 14), 2))
    points = draw.one((100, 50), (300, 100), (10, 4))
    away = Algorithms(draw).own("away")
    program = (
        put(verdict, 0),
        when(
            Bits(Read(pressed), _BITS[name], "any"),
            put(away, Unary("magnitude", Read(timer))),
            If(
                check(away, "<=", great),
                (put(verdict, 2), more(score, points[0])),
                (when(check(away, "<=", good), put(verdict, 1), more(score, points[1])),),
            ),
        ),
    )
    return program, (
        f"Write a routine that judges a press of {name} against the beat: {timer.address} is a signed byte, the frames from the beat (negative: before it). If {name} is in the new presses {pressed.address} (word) and the distance is at most {great}, {verdict.address} becomes 2 and the word {score.address} grows by {points[0]}; if it is at most {good}, 1 and {points[1]}. In all other cases {verdict.address} becomes 0.",
        f"Rhythm hit window? Offset: signed byte {timer.address}; new presses word {pressed.address}, button {name}. |offset| <= {great}: verdict 2, +{points[0]}; <= {good}: verdict 1, +{points[1]}; else or no press: 0. Verdict byte {verdict.address}, score word {score.address}.",
        f"v = 0; if word[{pressed.address}] has {name}: d = |(s8)byte[{timer.address}]|; d <= {great}: v = 2, word[{score.address}] += {points[0]}; elif d <= {good}: v = 1, word[{score.address}] += {points[1]}. byte[{verdict.address}] = v. (-128 counts as 128 away.)",
        f"Drum in time with {name}: {great} frames off or fewer, early or late, is perfect (2 in {verdict.address}, {points[0]} points), {good} still fine (1, {points[1]} points), further off nothing (0), and without a press 0 too. How many frames past the beat we are is in {timer.address}, below zero when it's still to come. Points: {score.address}, 16 bits, wrapping; fresh presses: {pressed.address}.",
    )


def steady_cross(draw: Drawer) -> Made:
    pad, candidate, active = draw.variable(16), draw.variable(8), draw.variable(8)
    now = Algorithms(draw).own("now")
    program = (
        put(now, masked(Half(Read(pad), True), 3)),
        If(check(now, "==", candidate), (put(active, now),), (put(candidate, now),)),
    )
    return program, (
        f"Write a routine that accepts a sideways direction only after it has been there twice: take bits 8 and 9 of the pad word {pad.address} (Right, Left) as a number 0 to 3. If it equals {candidate.address}, it goes to {active.address}; if not, it goes to {candidate.address}.",
        f"Glitch filter for left/right? d = (word {pad.address} >> 8) & 3. Same as last time ({candidate.address}): {active.address} = d. New: only {candidate.address} = d.",
        f"d = word[{pad.address}] >> 8 & 3; d == byte[{candidate.address}] ? byte[{active.address}] = d : byte[{candidate.address}] = d.",
        f"A worn pad flickers between left and right. Therefore a change must be seen in two frames running before it counts: {candidate.address} has what was seen last, {active.address} what counts, both as bit 0 for Right and bit 1 for Left. This frame's buttons: {pad.address}, hardware layout.",
    )


def shoulders_move_camera(draw: Drawer) -> Made:
    held, shift = draw.variable(16), draw.variable(8, signed=True)
    most, step = draw.rng.randrange(16, 100), draw.one(1, 2)
    both = draw.one("centre", "hold")
    program = (
        Switch(
            masked(Shifted(Read(held), "right", 4), 3),
            (
                (1, (when(check(shift, "<", most, True), put(shift, plus(shift, step))),)),
                (2, (when(check(shift, ">", -most, True), put(shift, minus(shift, step))),)),
                *(((3, (put(shift, 0),)),) if both == "centre" else ()),
            ),
        ),
    )
    told = "sets it to 0" if both == "centre" else "changes nothing"
    return program, (
        f"Write a routine that shifts the view by the shoulder buttons: {shift.address} is a signed byte. R alone (word {held.address}) adds {step} if it is less than {most}, L alone subtracts {step} if it is greater than -{most}, both together {told}; neither: no change.",
        f"L/R look-around? Held word {held.address}; offset signed byte {shift.address}: R +{step} while < {most}, L -{step} while > -{most}, L+R {told}.",
        f"s = (s8)byte[{shift.address}]; R only: s += {step} if s < {most}; L only: s -= {step} if s > -{most}; L and R: {'s = 0' if both == 'centre' else 'nothing'}. Pad: word[{held.address}].",
        f"With the shoulder buttons one can look ahead: right by {step} per frame while R is down, left with L, until the shift is {most} or more in that direction. Pressing the two at once {told}. Pad in {held.address} (L is $0020, R is $0010), shift in {shift.address}, two's complement.",
    )


def show_held_buttons(draw: Drawer) -> Made:
    pad, tiles = draw.variable(16), draw.array(8, 12)
    off = draw.rng.randrange(0, 0x80)
    on = off + draw.one(0x10, 0x20, 0x40, 0x80)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, pad),
        Each(
            (tiles,),
            (
                put(Here(tiles), either(Bits(Read(rest), 0x8000, "any"), on, off)),
                put(rest, Shifted(Read(rest), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that shows the pad: for the upper twelve bits of the word {pad.address}, the highest first, the twelve bytes at {tiles.address} become ${on:02X} where the bit is set and ${off:02X} where it is clear.",
        f"Input viewer: B Y Select Start Up Down Left Right A X L R of word {pad.address} as 12 tile bytes at {tiles.address}; held ${on:02X}, not held ${off:02X}?",
        f"t[i] = word[{pad.address}] & ($8000 >> i) ? ${on:02X} : ${off:02X}, i < 12; t: {tiles.address}.",
        f"For recordings I display all twelve buttons in the order of the register ({pad.address} has its value; B is bit 15, R is bit 4). Each gets one tile byte from {tiles.address} on: ${on:02X} for a pressed one, ${off:02X} for one at rest.",
    )


def attract_mode_input(draw: Drawer) -> Made:
    pad, mode = draw.variable(16), draw.variable(8)
    script = draw.array(16, draw.one(8, 16, 32))
    place = draw.variable(8, below=script.length)
    program = (
        If(
            Bits(Read(pad), 0xFFF0, "any"),
            (put(mode, 0), put(place, 0)),
            (
                put(pad, at(script, place)),
                If(check(place, "==", script.length - 1), (put(place, 0),), (more(place),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that feeds a demo: if one of the twelve button bits ($FFF0) of the pad word {pad.address} is set, the player is there, so {mode.address} and the position {place.address} become 0. Otherwise the pad word becomes entry number position of the {script.length} words at {script.address}, and the position goes on by 1, from {script.length - 1} to 0.",
        f"Attract mode with abort? Real pad word {pad.address}: any of $FFF0 -> mode {mode.address} = 0, index {place.address} = 0. Nothing pressed: pad = script[index], index + 1 modulo {script.length}; script {script.length} words {script.address}; index always below {script.length}.",
        f"p = word[{pad.address}]; p & $FFF0 ? (byte[{mode.address}] = 0, i = 0) : (word[{pad.address}] = s[i], i = (i + 1) % {script.length}); i = byte[{place.address}] < {script.length}, s: {script.address}.",
        f"While nobody touches the controller the game plays by itself: each frame the next of {script.length} recorded pad words ({script.address}, starting over after the last) takes the place of the real one in {pad.address}; {place.address} says which is next. Any true button ends the show: 0 to {mode.address}, the recording back to its start, and the player's buttons stay as they are.",
    )


def crosshair(draw: Drawer) -> Made:
    held, x, y, speed = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8, below=17)
    low, high, bottom = draw.one((0, 255, 223), (8, 247, 215), (16, 240, 208))
    program = (
        when(Bits(Read(held), 0x0100, "any"), Set(x, Saturating("add", Read(x), Read(speed), high))),
        when(Bits(Read(held), 0x0200, "any"), Set(x, Saturating("subtract", Read(x), Read(speed), low))),
        when(Bits(Read(held), 0x0400, "any"), Set(y, Saturating("add", Read(y), Read(speed), bottom))),
        when(Bits(Read(held), 0x0800, "any"), Set(y, Saturating("subtract", Read(y), Read(speed), low))),
    )
    return program, (
        f"Write a routine that moves a crosshair by the cross of the pad word {held.address}: Right adds the byte {speed.address} (at most 16) to {x.address} up to {high}, Left subtracts it down to {low}; Down adds it to {y.address} up to {bottom}, Up subtracts it down to {low}. Sums don't wrap; right comes before left and down before up if both are held; a coordinate beyond its limit becomes the limit when it is moved that way.",
        f"Sight at {x.address}/{y.address}, speed {speed.address} (0-16), pad word {held.address}: x within {low}..{high}, y within {low}..{bottom}, saturating; order Right, Left, Down, Up. How?",
        f"Right: x = min(x + v, {high}); Left: x = max(x - v, {low}); Down: y = min(y + v, {bottom}); Up: y = max(y - v, {low}); in this order, each if held in word[{held.address}]; x = byte[{x.address}], y = byte[{y.address}], v = byte[{speed.address}] <= 16; no wrap.",
        f"The shooting gallery has a sight ({x.address} across, {y.address} down) that goes {speed.address} pixels per frame, never more than 16, where the arrows in {held.address} say: one after the other Right, Left, Down, Up. It must not leave the area from {low} to {high} sideways and from {low} to {bottom} vertically; each of the four moves stops at the side it heads for.",
    )


def letter_entry(draw: Drawer) -> Made:
    name = draw.array(8, draw.one(4, 6, 8))
    pressed, letter, place = draw.variable(16), draw.variable(8, below=26), draw.variable(8, below=name.length)
    first = draw.rng.randrange(0x10, 0xC0)
    done = draw.variable(8)
    program = (
        when(
            Bits(Read(pressed), 0x0800, "any"),
            If(check(letter, "==", 25), (put(letter, 0),), (more(letter),)),
        ),
        when(
            Bits(Read(pressed), 0x0080, "any"),
            put(at(name, place), plus(letter, first)),
            If(check(place, "==", name.length - 1), (put(place, 0), put(done, 1)), (more(place),)),
        ),
    )
    return program, (
        f"Write a routine for entering initials: a new press of Up (word {pressed.address}) takes the letter {letter.address} (0 to 25) to the next, 25 being followed by 0. Then a new press of A stores ${first:02X} + letter as byte number byte[{place.address}] (0 to {name.length - 1}) of the name at {name.address} and goes on to the next place; after the last the place becomes 0 and {done.address} 1.",
        f"High score name input? Presses {pressed.address} (word). Up: letter {letter.address} + 1 modulo 26. A (after that): name[{place.address}] = letter + ${first:02X}, place + 1, at {name.length - 1} instead place = 0 and {done.address} = 1. Name: {name.length} bytes at {name.address}.",
        f"Up: l = (l + 1) % 26; A: n[i] = ${first:02X} + l; i == {name.length - 1} ? (i = 0, byte[{done.address}] = 1) : i += 1. l = byte[{letter.address}] < 26, i = byte[{place.address}] < {name.length}, n: {name.address}, buttons: word[{pressed.address}].",
        f"Record holders sign with {name.length} letters. Up turns the wheel by one letter (26 of them, number in {letter.address}), A takes the letter shown into the name ({name.address}, code ${first:02X} for the first letter) at the place in {place.address}. With the last place filled set {done.address} to 1 and be ready at place 0 again. Just-pressed buttons: {pressed.address}; if both come in one frame, the wheel turns first.",
    )


def pages_by_shoulders(draw: Drawer) -> Made:
    pages = draw.rng.randrange(3, 9)
    pressed, page, cursor = draw.variable(16), draw.variable(8, below=pages), draw.variable(8)
    sound, number = draw.variable(8), draw.rng.randrange(1, 64)
    turned = (put(cursor, 0), put(sound, number))
    program = (
        If(
            Bits(Read(pressed), 0x0010, "any"),
            (If(check(page, "==", pages - 1), (put(page, 0),), (more(page),)), *turned),
            (
                when(
                    Bits(Read(pressed), 0x0020, "any"),
                    If(check(page, "==", 0), (put(page, pages - 1),), (less(page),)),
                    *turned,
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that leafs through {pages} menu pages: a new press of R (word {pressed.address}) takes {page.address} (0 to {pages - 1}) one forward, {pages - 1} being followed by 0; otherwise a new press of L takes it one back, from 0 to {pages - 1}. When the page changes, the cursor {cursor.address} becomes 0 and {sound.address} {number}.",
        f"L/R page turning with wrap? Pages 0..{pages - 1} in {page.address}; presses word {pressed.address}, R first if both. On a turn: cursor {cursor.address} = 0, sound {sound.address} = {number}.",
        f"R: p = (p + 1) % {pages}; else L: p = (p - 1) mod {pages}; in both cases byte[{cursor.address}] = 0, byte[{sound.address}] = {number}. p = byte[{page.address}] < {pages}; pressed = word[{pressed.address}].",
        f"My bestiary has {pages} pages in a ring. The shoulder buttons, freshly pressed in {pressed.address}, turn them: R to the right (it wins over L), L to the left. Current page: {page.address}, counted from 0. Turning puts the cursor ({cursor.address}) back to the top entry and asks for the rustle of paper, sound {number}, in {sound.address}.",
    )


RECIPES = (
    keypad_direction,
    sticky_run,
    second_player_helps,
    rhythm_judge,
    steady_cross,
    shoulders_move_camera,
    show_held_buttons,
    attract_mode_input,
    crosshair,
    letter_entry,
    pages_by_shoulders,
)
