"""What players do with a pad, held, pressed and timed: chords, buffers, motions, recordings, filters."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    If,
    Read,
    Saturating,
    Set,
    Shove,
    Statement,
    Stop,
    Swap,
    Table,
    Variable,
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
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_BUTTONS = {
    "B": 0x8000, "Y": 0x4000, "Select": 0x2000, "Start": 0x1000, "Up": 0x0800, "Down": 0x0400, "Left": 0x0200,
    "Right": 0x0100, "A": 0x0080, "X": 0x0040, "L": 0x0020, "R": 0x0010,
}  # fmt: skip
_ACTIONS = ("B", "Y", "A", "X", "L", "R")


def sideways_pad(draw: Drawer) -> Made:
    pad, result, held = draw.variable(16), draw.variable(16), Algorithms(draw).own("turned", 16)
    clockwise = draw.maybe(0.5)
    turns = (("Up", "Right"), ("Right", "Down"), ("Down", "Left"), ("Left", "Up"))
    if not clockwise:
        turns = tuple((b, a) for a, b in turns)  # type: ignore[assignment]
    program: tuple[Statement, ...] = (
        put(held, masked(pad, 0xF0FF)),
        *(when(Bits(Read(pad), _BUTTONS[old], "any"), put(held, joined(held, _BUTTONS[new]))) for old, new in turns),
        put(result, held),
    )
    told = ", ".join(f"{old} becomes {new}" for old, new in turns)
    way = "clockwise" if clockwise else "counter-clockwise"
    return program, (
        f"Write a routine for a controller that is held sideways: the pad word {pad.address} (high byte BYsS up down left right) is copied to the word {result.address} with its directions turned: {told}. The other twelve bits are copied as they are.",
        f"How do I rotate the d-pad {way} by a quarter? Input word {pad.address}, output word {result.address}, joypad register layout; buttons other than the cross unchanged.",
        f"word[{result.address}] = word[{pad.address}] with {told}; rest equal. ($0800 up, $0400 down, $0200 left, $0100 right.)",
        f"In the tate mode of my shooter the picture lies on its side, so the cross must follow: {told}. Held buttons come in {pad.address} and the game reads {result.address}, both 16 bits in the layout of $4218.",
        f"D-pad turned 90 degrees {way}, {pad.address} -> {result.address} (pad words).",
    )


def chord_with_tolerance(draw: Drawer) -> Made:
    pressed, one_age, other_age, chord = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    one, other = draw.rng.sample(_ACTIONS, 2)
    frames = draw.rng.randrange(3, 12)

    def aged(button: str, age: Variable) -> Statement:
        return If(
            Bits(Read(pressed), _BUTTONS[button], "any"), (put(age, frames),), (when(check(age, "!=", 0), less(age)),)
        )

    program = (
        aged(one, one_age),
        aged(other, other_age),
        put(chord, 0),
        when(
            Both(check(one_age, "!=", 0), check(other_age, "!=", 0)),
            put(chord, 1), put(one_age, 0), put(other_age, 0),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that recognises {one} and {other} pressed at nearly the same time. {one_age.address} belongs to {one} and {other_age.address} to {other}: when its bit is set in the word {pressed.address} (new presses, joypad layout) such a byte becomes {frames}, else it falls by 1 unless it is 0. If both are then not 0, {chord.address} becomes 1 and both bytes 0; otherwise {chord.address} becomes 0.",
        f"Two-button chord with {frames} frames of slack? New presses: word {pressed.address}. Per-button windows: {one} {one_age.address}, {other} {other_age.address} (set to {frames} on a press, else count down to 0). Both running: chord byte {chord.address} = 1, windows cleared. Otherwise chord = 0.",
        f"p = word[{pressed.address}]; a: p has {one} ? {frames} : max(a - 1, 0); b: p has {other} ? {frames} : max(b - 1, 0); byte[{chord.address}] = a && b; if so a = b = 0. a = byte[{one_age.address}], b = byte[{other_age.address}].",
        f"Nobody hits {one} and {other} in exactly the same frame. So every press opens a window of {frames} frames (bytes {one_age.address} for {one}, {other_age.address} for {other}, counting down while there's no new press), and when both are open at once, that's the special move: 1 in {chord.address}, close both. In any other frame write 0 there. Fresh presses are in {pressed.address}, 16 bits.",
    )


def hold_to_confirm(draw: Drawer) -> Made:
    name = draw.one("A", "B", "Start", "Select", "Y")
    frames = draw.rng.randrange(10, 40)
    pad, progress, done = draw.variable(16), draw.variable(8, below=frames + 1), draw.variable(8)
    program = (
        put(done, 0),
        If(
            Bits(Read(pad), _BUTTONS[name], "any"),
            (
                when(
                    check(progress, "<", frames),
                    more(progress),
                    when(check(progress, "==", frames), put(done, 1)),
                ),
            ),
            (put(progress, 0),),
        ),
    )
    return program, (
        f"Write a routine for a confirmation by holding {name}: while it is held (bit ${_BUTTONS[name]:04X} of the word {pad.address}) the byte {progress.address} rises by 1 up to {frames}; in the call in which it gets to {frames}, {done.address} becomes 1. In all others {done.address} becomes 0. Letting go sets {progress.address} back to 0; at {frames} (it is never more) it stays while held.",
        f"How do I make the player hold {name} for {frames} frames to delete a file? Held word {pad.address}; progress byte {progress.address} (0 to {frames}; counts to {frames} and stays, 0 on release); {done.address} = 1 only in the frame in which {frames} is reached, else 0.",
        f"held {name} in word[{pad.address}]: p < {frames} -> p += 1, done = (p == {frames}); p == {frames} -> done = 0. Not held: p = 0, done = 0. p = byte[{progress.address}] <= {frames}, done = byte[{done.address}].",
        f'"Hold {name} to skip." The bar is {frames} frames long, its level in {progress.address}, never more. It grows by one per frame with the button down, empties at once when the button is up, and when it has just filled, once, {done.address} is 1 (0 in every other frame, also while it stays full). Buttons held: {pad.address}, $4218 layout.',
    )


def buffered_press(draw: Drawer) -> Made:
    name, frames = draw.one(*_ACTIONS), draw.rng.randrange(4, 12)
    pressed, busy, act = draw.variable(16), draw.variable(8), draw.variable(8)
    buffer = draw.variable(8, below=frames + 1)
    program = (
        put(act, 0),
        If(
            Bits(Read(pressed), _BUTTONS[name], "any"),
            (put(buffer, frames),),
            (when(check(buffer, "!=", 0), less(buffer)),),
        ),
        when(Both(check(busy, "==", 0), check(buffer, "!=", 0)), put(act, 1), put(buffer, 0)),
    )
    return program, (
        f"Write a routine that buffers a press of {name}: a new press (its bit in the word {pressed.address}) sets {buffer.address} to {frames} (it is never more), otherwise {buffer.address} falls by 1 down to 0. If {busy.address} is 0 and the buffer is then not 0, {act.address} becomes 1 and the buffer 0; else {act.address} becomes 0.",
        f"Input buffering for {name}? New presses: word {pressed.address}; buffer byte {buffer.address} (0 to {frames}) lasts {frames} frames; hero busy while {busy.address} != 0. As soon as he's free and the buffer runs: {act.address} = 1, buffer = 0. Otherwise {act.address} = 0.",
        f"b = pressed {name} ? {frames} : max(b - 1, 0); act = (byte[{busy.address}] == 0 && b != 0); if act: b = 0. b = byte[{buffer.address}] <= {frames}, act -> byte[{act.address}], pressed = word[{pressed.address}].",
        f"Players press {name} a bit too early, while the last blow still runs ({busy.address} not 0), and feel cheated. Remember the press for {frames} frames in {buffer.address} (at most that), one less per frame without a new press, and use it up the moment he's free: 1 in {act.address}, else 0 there. The press bits of this frame are in {pressed.address} (16 bits, joypad order).",
    )


def late_jump(draw: Drawer) -> Made:
    frames, force = draw.rng.randrange(3, 10), draw.rng.randrange(0x180, 0x700)
    pressed, ground, speed = draw.variable(16), draw.variable(8), draw.variable(16)
    grace = draw.variable(8, below=frames + 1)
    name = draw.one("B", "A")
    program = (
        If(Bits(Read(ground), 0x80, "any"), (put(grace, frames),), (when(check(grace, "!=", 0), less(grace)),)),
        when(
            Both(Bits(Read(pressed), _BUTTONS[name], "any"), check(grace, "!=", 0)),
            put(speed, 0x10000 - force), put(grace, 0),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine with a grace period for jumps: while bit 7 of {ground.address} is set, {grace.address} (never above {frames}) is set to {frames}, else it counts down to 0. If {name} is newly pressed (word {pressed.address}) and {grace.address} isn't 0, the signed word {speed.address} becomes -{force} and {grace.address} 0.",
        f"Coyote time of {frames} frames? On ground: bit 7 of byte {ground.address}; grace byte {grace.address}, 0 to {frames}; new presses word {pressed.address}, jump is {name}; y speed word {speed.address} = -${force:X} on a jump, and the grace is over.",
        f"g = byte[{ground.address}] & $80 ? {frames} : max(g - 1, 0); if word[{pressed.address}] has {name} and g: word[{speed.address}] = -{force}, g = 0. g = byte[{grace.address}] <= {frames}.",
        f"He may still jump a moment after running off a ledge. Standing ({ground.address} negative) refills the allowance {grace.address} to {frames}, its maximum; in the air it shrinks by one per call until zero. {name}, freshly down in {pressed.address} ($4218 layout), with any allowance left throws him up: vertical speed {speed.address} (two bytes) is -${force:X}, allowance gone.",
    )


def fireball_motion(draw: Drawer) -> Made:
    pad, pressed, move = draw.variable(16), draw.variable(16), draw.variable(8)
    past = draw.array(16, 3)
    name = draw.one("Y", "A", "X", "B")
    right = draw.maybe(0.6)
    forward = 0x0100 if right else 0x0200
    current = Algorithms(draw).own("cross", 16)
    program = (
        put(current, masked(pad, 0x0F00)),
        when(check(current, "!=", at(past, 0)), Shove(past, True, Read(current))),
        put(move, 0),
        when(
            Bits(Read(pressed), _BUTTONS[name], "any"),
            when(Bits(Read(at(past, 0)), forward, "any"), when(Bits(Read(at(past, 2)), 0x0400, "any"), put(move, 1))),
        ),
    )
    way = "right" if right else "left"
    return program, (
        f"Write a routine for a sweep from down to {way}: the cross bits ($0F00) of the pad word {pad.address} are compared with the first of the three words at {past.address} (newest first); if they differ, the list moves up by one, the last is lost and they become the first. {move.address} becomes 1 if {name} is in the new presses {pressed.address} (word), the first entry contains {way} (${forward:04X}) and the third down ($0400); otherwise 0.",
        f"How do I detect a quarter circle ending in {way} + {name}? History of three cross states, words, {past.address}, newest first, pushed only when pad word {pad.address} & $0F00 changed against the newest. After that: newest has ${forward:04X}, oldest has $0400, and word {pressed.address} has {name} -> byte {move.address} = 1, else 0.",
        f"d = word[{pad.address}] & $0F00; if d != h[0]: h = d, h[0], h[1]; byte[{move.address}] = word[{pressed.address}] has {name} && h[0] & ${forward:04X} && h[2] & $0400. h = 3 words at {past.address}.",
        f"My fighter throws fire after down, something between, {way}, and {name}. Keep the last three different positions of the cross in the words at {past.address}: when this frame's ({pad.address}, its four direction bits) isn't the newest, push it in front and drop the oldest. The throw, 1 in {move.address}, happens if {name} is fresh in {pressed.address}, the newest position has {way} in it and the oldest of the three had down in it. No throw: 0.",
    )


def delayed_input(draw: Drawer) -> Made:
    history = draw.array(16, draw.one(3, 4, 6, 8, 12, 16))
    pad, result = draw.variable(16), draw.variable(16)
    program = (put(result, at(history, history.length - 1)), Shove(history, True, Read(pad)))
    length = history.length
    return program, (
        f"Write a routine that delays the controller: the last of the {length} words at {history.address} goes to the word {result.address}, then all of them move one place up and the pad word {pad.address} becomes the first.",
        f"How do I give the player {length} frames of input lag? Delay line of {length} pad words from {history.address}, newest first; out: word {result.address}, in: word {pad.address}.",
        f"word[{result.address}] = h[{length - 1}]; h[i] = h[i-1] for i = {length - 1}..1; h[0] = word[{pad.address}]; h: words at {history.address}.",
        f"The hero's shadow does what he did {length} calls ago. Save this frame's buttons ({pad.address}, a word) at the front of the history {history.address}, pushing the others back; what falls out at the end drives the shadow, so write it to {result.address}.",
    )


def record_input_runs(draw: Drawer) -> Made:
    length = draw.one(8, 12, 16, 24)
    buttons, times = draw.array(16, length), draw.array(8, length)
    pad, place = draw.variable(16), draw.variable(8, below=length)
    full = draw.rng.choice((0xFF, 0x7F, 60))
    same = Both(check(pad, "==", at(buttons, place)), check(at(times, place), "<", full))
    program = (
        If(
            same,
            (more(at(times, place)),),
            (
                when(check(place, "==", length - 1), Stop()),
                more(place),
                put(at(buttons, place), pad),
                put(at(times, place), 1),
            ),
        ),
    )
    return program, (
        f"Write a routine that records a demo in runs: {length} words at {buttons.address} are button states and {length} bytes at {times.address} their durations; {place.address} is the number of the current run (0 to {length - 1}). If the pad word {pad.address} equals the current run's buttons and its duration is below {full}, the duration rises by 1. Otherwise the next run begins: number + 1, the pad word, duration 1; but if the current run is number {length - 1}, nothing happens.",
        f"How do I record input with run lengths? States (words) {buttons.address}, counts (bytes) {times.address}, {length} of each, index {place.address} < {length}. Same pad word {pad.address} and count < {full}: count + 1. Else next index with (pad, 1), unless that would be past the last: stop recording, change nothing.",
        f"i = byte[{place.address}] < {length}; p = word[{pad.address}]; if p == b[i] && t[i] < {full}: t[i] += 1; elif i < {length - 1}: i += 1; b[i] = p; t[i] = 1. b: words {buttons.address}, t: bytes {times.address}.",
        f"For my attract mode I store what's held and for how many frames. {place.address} points at the run being written, one of {length}: buttons in the word list {buttons.address}, frames in the byte list {times.address}. As long as {pad.address} shows the same buttons the frame count grows, to {full} at most; new buttons, or a full count, open the next run with a count of 1. If there's no next run the call has no effect.",
    )


def first_to_press(draw: Drawer) -> Made:
    one, two, winner = draw.variable(16), draw.variable(16), draw.variable(8)
    name = draw.one(*_ACTIONS, "Start")
    tie = draw.one(3, 0xFF, 0x80)
    bit = _BUTTONS[name]
    program = (
        when(check(winner, "!=", 0), Stop()),
        when(Bits(Read(one), bit, "any"), put(winner, 1)),
        when(Bits(Read(two), bit, "any"), If(check(winner, "==", 0), (put(winner, 2),), (put(winner, tie),))),
    )
    return program, (
        f"Write a routine for a quiz buzzer: if {winner.address} isn't 0 it stays. Otherwise it becomes 1 if only the word {one.address} has {name} (mask ${bit:04X}), 2 if only the word {two.address} has, {tie} if both, and stays 0 if none.",
        f"Who pressed {name} first? New presses: words {one.address} (player 1) and {two.address} (player 2). Result byte {winner.address}: 0 open, 1, 2, or {tie} for a tie; once decided it doesn't change.",
        f"if byte[{winner.address}] == 0: byte[{winner.address}] = (p1 has {name}, p2 has {name}) -> neither 0, p1 1, p2 2, both {tie}; p1 = word[{one.address}], p2 = word[{two.address}].",
        f"Reaction game for two: the first one to hit {name} wins the round. This frame's presses are in {one.address} and {two.address}, 16 bits each, pad layout. {winner.address} is 0 until somebody did; then it holds the player's number, or {tie} when it was the same frame, and isn't touched any more.",
    )


def action_by_mode_mask(draw: Drawer) -> Made:
    modes = draw.one(3, 4, 5, 6)
    pad, mode, result = draw.variable(16), draw.variable(8, below=modes), draw.variable(16)
    masks = Table(
        "AllowedButtons",
        "allowed button mask",
        tuple(sum(draw.rng.sample(list(_BUTTONS.values()), draw.rng.randrange(2, 9))) for _ in range(modes)),
        16,
    )
    lost = draw.variable(8)
    allowed = masked(pad, at(masks, mode))
    program = (
        put(result, allowed),
        If(check(result, "==", pad), (put(lost, 0),), (put(lost, 1),)),
    )
    return program, (
        f"Write a routine that lets only those buttons through that the game mode allows: mode byte[{mode.address}] (0 to {modes - 1}) selects one of the masks {listed(masks)}; the pad word {pad.address} and-ed with it goes to the word {result.address}. {lost.address} becomes 1 if a held button was dropped, else 0.",
        f"How do I filter the joypad per mode? Masks by mode {mode.address} (< {modes}): {listed(masks)}. In: word {pad.address}; out: word {result.address}; byte {lost.address} = 1 if anything was filtered out, 0 if not.",
        f"m = ({listed(masks)})[byte[{mode.address}]]; word[{result.address}] = word[{pad.address}] & m; byte[{lost.address}] = word[{result.address}] != word[{pad.address}].",
        f"In the shop only some buttons do anything, on the map others. For the modes 0 to {modes - 1} ({mode.address}) the working ones are {listed(masks)}. Take the held word {pad.address}, leave just these, and put it where the game looks, {result.address}. If that swallowed something, set {lost.address} to 1 so that I can play a buzz; otherwise 0.",
    )


def shifted_buttons(draw: Drawer) -> Made:
    pressed, held, action = draw.variable(16), draw.variable(16), draw.variable(8)
    order = draw.rng.sample(["A", "B", "X", "Y"], 4)
    shift = draw.one("L", "R", "Select")
    first: tuple[Statement, ...] = (put(action, 0), Stop())
    for n, name in reversed(tuple(enumerate(order, 1))):
        first = (If(Bits(Read(pressed), _BUTTONS[name], "any"), (put(action, n),), first),)
    program = (*first, when(Bits(Read(held), _BUTTONS[shift], "any"), put(action, plus(action, 4))))
    told = ", ".join(f"{name} {n}" for n, name in enumerate(order, 1))
    return program, (
        f"Write a routine that gives each of four buttons two actions: the first of {', '.join(order)} that is newly pressed (word {pressed.address}) sets the byte {action.address} to 1, 2, 3 or 4 in this order; plus 4 if {shift} is held (word {held.address}). If none is pressed it becomes 0.",
        f"How do I use {shift} as a shift key? Action number to {action.address}: {told}, earlier ones in this list first if several; + 4 while {shift} is held; 0 without a press. Presses word {pressed.address}, held word {held.address}.",
        f"byte[{action.address}] = k ? k + 4 * (word[{held.address}] has {shift}) : 0; k = position (1 to 4) of the first of {', '.join(order)} in word[{pressed.address}], 0 if none.",
        f"Eight spells, four buttons: {told}, and with {shift} down the same buttons cast number 5 to 8. New presses are in {pressed.address}, held ones in {held.address}, both pad words. Write the spell to {action.address}, 0 for none; of several buttons at once the one named first counts.",
    )


def faster_the_longer(draw: Drawer) -> Made:
    held, age, number = draw.variable(16), draw.variable(8), draw.variable(16)
    first, second = sorted(draw.rng.sample(range(10, 120), 2))
    up = draw.maybe(0.6)
    name = "Up" if up else "Down"
    big, huge = draw.one((10, 100), (5, 50), (4, 16))
    top = draw.one(999, 9999, 5000)
    working = Algorithms(draw)
    step = working.own("step", 16)
    changed = (
        Saturating("add", Read(number), Read(step), top) if up else Saturating("subtract", Read(number), Read(step), 0)
    )
    program = (
        when(Bits(Read(held), _BUTTONS[name], "none"), put(age, 0), Stop()),
        put(step, 1),
        when(check(age, ">=", first), put(step, big)),
        when(check(age, ">=", second), put(step, huge)),
        when(check(age, "<", 255), more(age)),
        Set(number, changed),
    )
    verb, stop = ("raised", f"stopping at {top}") if up else ("lowered", "stopping at 0")
    return program, (
        f"Write a routine that enters a number by holding {name}: if it isn't held (word {held.address}), the age {age.address} becomes 0 and that's all. Otherwise the word {number.address} is {verb}, {stop}: by 1 while the age is below {first}, by {big} below {second}, by {huge} from there; and the age grows by 1, not beyond 255.",
        f"Accelerating value input with {name}? Pad word {held.address}, hold age byte {age.address} (0 when up, saturates at 255), value word {number.address} {verb} by 1 / {big} / {huge} for age < {first} / < {second} / more, {stop}. The age before this frame counts.",
        f"if {name} not in word[{held.address}]: a = 0; else: n = {'min(n + s, ' + str(top) + ')' if up else 'max(n - s, 0)'}, s = a < {first} ? 1 : a < {second} ? {big} : {huge}; a = min(a + 1, 255). a = byte[{age.address}], n = word[{number.address}].",
        f"Setting a bet takes forever with steps of one. So the longer {name} is down, the faster it goes: {first} frames of ones, then steps of {big}, and of {huge} once {second} frames have passed. {age.address} counts the frames (no more than 255; back to zero on release), {held.address} has the buttons, the bet is the word {number.address}, {stop}.",
    )


def tap_or_hold(draw: Drawer) -> Made:
    name, frames = draw.one(*_ACTIONS), draw.rng.randrange(6, 16)
    held, age, event = draw.variable(16), draw.variable(8, below=frames + 1), draw.variable(8)
    tap, hold = draw.one((1, 2), (0x40, 0x80), (1, 0x80))
    program = (
        put(event, 0),
        If(
            Bits(Read(held), _BUTTONS[name], "any"),
            (when(check(age, "<", frames), more(age), when(check(age, "==", frames), put(event, hold))),),
            (when(Both(check(age, "!=", 0), check(age, "<", frames)), put(event, tap)), put(age, 0)),
        ),
    )
    return program, (
        f"Write a routine that tells a tap of {name} from a long press: while it is held (word {held.address}) the age {age.address} grows by 1 up to {frames}, and when it just got there {event.address} becomes {hold}. When it isn't held, {event.address} becomes {tap} if the age is from 1 to {frames - 1}, and the age becomes 0. In every other case {event.address} is 0. An age of {frames}, the most there is, stays while held.",
        f"Short or long press of {name}? Held word {held.address}; age byte {age.address} (0 to {frames}); event byte {event.address}: {tap} on release before {frames} frames, {hold} in the frame the hold reaches {frames}, 0 otherwise.",
        f"down: if a < {frames}: a += 1, e = a == {frames} ? {hold} : 0; else e = 0. up: e = 0 < a < {frames} ? {tap} : 0; a = 0. a = byte[{age.address}] <= {frames}, e = byte[{event.address}], button {name} of word[{held.address}].",
        f"One button, two uses: tapping {name} talks, holding it opens the bag. {age.address} counts how long it's down, to {frames} and no further. Reaching {frames} reports {hold} in {event.address} (once); coming up earlier reports {tap}; coming up late reports nothing. Without news {event.address} is 0. After a release the count is 0 again. Pad: {held.address}.",
    )


def tilt_and_return(draw: Drawer) -> Made:
    held, tilt = draw.variable(16), draw.variable(8, signed=True)
    most, step = draw.rng.randrange(20, 100), draw.one(1, 2)
    program = (
        If(
            Bits(Read(held), 0x0100, "any"),
            (when(check(tilt, "<", most, True), put(tilt, plus(tilt, step))),),
            (
                If(
                    Bits(Read(held), 0x0200, "any"),
                    (when(check(tilt, ">", -most, True), put(tilt, minus(tilt, step))),),
                    (
                        If(
                            check(tilt, ">", 0, True),
                            (less(tilt),),
                            (when(check(tilt, "<", 0, True), more(tilt)),),
                        ),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that steers like an analogue stick: {tilt.address} is a signed byte. With Right held (word {held.address}) it grows by {step} if it is less than {most}; else with Left held it shrinks by {step} if it is greater than -{most}; with neither it moves by 1 towards 0.",
        f"How do I fake an analogue stick with the d-pad? Tilt: signed byte {tilt.address}. Right: +{step} while < {most}. Left (only if not Right): -{step} while > -{most}. Neither: one step back to 0. Pad word {held.address}.",
        f"t = signed byte[{tilt.address}]; Right: t += {step} if t < {most}; elif Left: t -= {step} if t > -{most}; else t -= sign(t). Buttons: word[{held.address}].",
        f"The plane banks slowly: {step} per frame towards where the cross points (Right is positive and goes before Left), no more once it's at {most} or -{most} or beyond, and it levels out by one per frame when neither is pressed. The bank angle is {tilt.address} in two's complement; buttons in {held.address} as the hardware delivers them.",
    )


def diagonal_slower(draw: Drawer) -> Made:
    held, speed = draw.variable(16), draw.variable(8)
    straight = draw.rng.randrange(0x14, 0x40)
    slant = straight * 181 // 256
    upright = Bits(Read(held), 0x0C00, "any")
    level = Bits(Read(held), 0x0300, "any")
    program = (
        If(
            upright,
            (If(level, (put(speed, slant),), (put(speed, straight),)),),
            (If(level, (put(speed, straight),), (put(speed, 0),)),),
        ),
    )
    return program, (
        f"Write a routine that chooses a walking speed: if the pad word {held.address} has a vertical direction (Up or Down) and a horizontal one (Left or Right), {speed.address} becomes ${slant:02X}; with only one of the two ${straight:02X}; with none 0.",
        f"How do I stop diagonal walking from being faster? Pad word {held.address}: both axes held -> byte {speed.address} = {slant}; one axis -> {straight}; no direction -> 0.",
        f"v = word[{held.address}] & $0C00, h = word[{held.address}] & $0300; byte[{speed.address}] = v && h ? ${slant:02X} : v || h ? ${straight:02X} : 0.",
        f"Walking slantwise is 1.4 times too fast in my hack. By the cross in {held.address} (joypad layout) set the speed per axis, {speed.address}: ${straight:02X} for straight on, ${slant:02X} when a left/right comes together with an up/down, zero when he stands.",
    )


def swap_pads_by_timer(draw: Drawer) -> Made:
    one, two, timer, swapped = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    period = draw.rng.randrange(60, 250)
    program = (
        If(
            check(timer, "==", 0),
            (put(timer, period), put(swapped, toggled(swapped, 1))),
            (less(timer),),
        ),
        when(Bits(Read(swapped), 1, "any"), Swap(one, two)),
    )
    return program, (
        f"Write a routine for a party game in which the players change controllers: if the timer {timer.address} is 0 it is set to {period} and bit 0 of {swapped.address} is inverted, else it falls by 1. Then, if bit 0 of {swapped.address} is set, the pad words {one.address} and {two.address} are exchanged.",
        f"How do I swap both pads every {period + 1} calls? Timer {timer.address}: 0 -> reload {period} and toggle bit 0 of {swapped.address}; otherwise count down. While that bit is on, exchange words {one.address} and {two.address}.",
        f"t == 0 ? (t = {period}, s ^= 1) : t -= 1; if s & 1: swap(word[{one.address}], word[{two.address}]). t = byte[{timer.address}], s = byte[{swapped.address}].",
        f"Now and then player one steers player two's hero. Freshly read buttons are in {one.address} and {two.address} (16 bits). The lowest bit of {swapped.address} says whether to exchange them, and it flips when {timer.address} has run out (is 0; then it starts again from {period}). The new state holds at once.",
    )


RECIPES = (
    sideways_pad,
    chord_with_tolerance,
    hold_to_confirm,
    buffered_press,
    late_jump,
    fireball_motion,
    delayed_input,
    record_input_runs,
    first_to_press,
    action_by_mode_mask,
    shifted_buttons,
    faster_the_longer,
    tap_or_hold,
    tilt_and_return,
    diagonal_slower,
    swap_pads_by_timer,
)
