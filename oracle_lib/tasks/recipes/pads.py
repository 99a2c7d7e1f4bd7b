"""Controllers, read to WRAM before: edges, chords, taps, sequences, stuck and opposed directions, recordings, mice."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Bits, If, Number, Read, Saturating, Table, Unary, Widened
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    listed,
    masked,
    minus,
    more,
    put,
    toggled,
    when,
)

SUBJECT = "joypad"
_BUTTONS = {
    "B": 0x8000, "Y": 0x4000, "Select": 0x2000, "Start": 0x1000, "Up": 0x0800, "Down": 0x0400, "Left": 0x0200,
    "Right": 0x0100, "A": 0x0080, "X": 0x0040, "L": 0x0020, "R": 0x0010,
}  # fmt: skip


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _button(draw: Drawer) -> tuple[str, int]:
    return draw.rng.choice(list(_BUTTONS.items()))


def released_now(draw: Drawer) -> Made:
    held, before, released = draw.variable(16), draw.variable(16), draw.variable(16)
    program = (
        put(released, masked(toggled(held, before), before)),
        put(before, held),
    )
    return program, (
        f"Write a routine that finds the buttons that were let go: bits set in the old pad word {before.address} but not in the new one {held.address} go to the word {released.address}; then the new word is stored as the old one.",
        f"How do I detect button releases? Pad now: word {held.address}; last frame: word {before.address}. Word {released.address} = before & ~now; afterwards before = now.",
        f"word[{released.address}] = word[{before.address}] & ~word[{held.address}]; word[{before.address}] = word[{held.address}].",
        f"The bow shoots when the button comes up. For each of the 16 pad bits I want a 1 at {released.address} in just the frame in which it changed from down ({before.address} has last frame's state) to up ({held.address} is this frame's). Remember this frame's state for the next call.",
    )


def cancel_opposites(draw: Drawer) -> Made:
    pad = draw.variable(16)
    pairs = draw.one((0x0300, "Left and Right"), (0x0C00, "Up and Down"))
    mask, names = pairs
    program = (when(Bits(Read(pad), mask, "all"), put(pad, masked(pad, 0xFFFF ^ mask))),)
    return program, (
        f"Write a routine that ignores impossible directions: if both bits of ${mask:04X} ({names}) are set in the pad word {pad.address}, clear both; other bits stay.",
        f"How do I guard against {names} pressed together on word[{pad.address}]? Both set (mask ${mask:04X}): both off.",
        f"if (word[{pad.address}] & ${mask:04X}) == ${mask:04X}: word[{pad.address}] &= ${0xFFFF ^ mask:04X}.",
        f"A worn-out controller sometimes reports {names} at once (mask ${mask:04X} of {pad.address}, 16 bits), and my hero goes mad. Treat that as neither.",
    )


def last_direction_wins(draw: Drawer) -> Made:
    pad, before, result = draw.variable(8), draw.variable(8), draw.variable(8)
    fresh = Algorithms(draw).own("fresh")
    program = (
        put(fresh, masked(masked(pad, Unary("not", Read(before))), 0x0F)),
        If(
            check(fresh, "!=", 0),
            (put(result, fresh),),
            (put(result, masked(result, pad)),),
        ),
        put(before, pad),
    )
    return program, (
        f"Write a routine for a cross pad where the newest direction counts: of the low 4 bits of the pad byte {pad.address}, those not set in the byte {before.address} are new. If there are new ones they become the direction {result.address}; otherwise {result.address} keeps only the bits that are also set in {pad.address}. Then {before.address} = {pad.address}.",
        f"How do I let the last pressed direction win? pad byte {pad.address}, last frame's {before.address}, direction byte {result.address}. n = pad & ~before & $0F; n != 0: direction = n; else direction &= pad. Finally before = pad.",
        f"n = byte[{pad.address}] & ~byte[{before.address}] & $0F; byte[{result.address}] = n ? n : byte[{result.address}] & byte[{pad.address}]; byte[{before.address}] = byte[{pad.address}].",
        f"Snake should follow the direction pressed last (bits 0 to 3 of {pad.address}; the state of the previous call is kept in {before.address}). The chosen one is {result.address}: replaced by freshly pressed bits, else stripped of what has been let go. Update the memory for next time.",
    )


def double_tap(draw: Drawer) -> Made:
    fresh, timer, dash = draw.variable(8), draw.variable(8), draw.variable(8)
    mask, window = 1 << draw.rng.randrange(8), draw.rng.randrange(8, 24)
    pressed = Bits(Read(fresh), mask, "any")
    program = (
        put(dash, 0),
        If(
            pressed,
            (
                If(
                    check(timer, "!=", 0),
                    (put(dash, 1), put(timer, 0)),
                    (put(timer, window),),
                ),
            ),
            (when(check(timer, "!=", 0), less(timer)),),
        ),
    )
    return program, (
        f"Write a routine that detects a double tap. {fresh.address} has the newly pressed buttons. If mask ${mask:02X} is among them: with the timer {timer.address} running (not 0), {dash.address} becomes 1 and the timer 0; with the timer at 0, it becomes {window} and {dash.address} 0. If it isn't pressed, a running timer falls by 1 and {dash.address} becomes 0.",
        f"How do I dash on two quick presses within {window} frames? Edge byte {fresh.address}, mask ${mask:02X}, timer byte {timer.address}, result byte {dash.address} (1 only in the call of the second press, else 0). First press: timer = {window}. Second while timer > 0: result 1, timer 0. No press: timer counts down to 0.",
        f"r = 0; if byte[{fresh.address}] & ${mask:02X}: if t: r = 1, t = 0; else t = {window}; else if t: --t. byte[{dash.address}] = r, t = byte[{timer.address}].",
        f"Tap, tap: run! The button is bit mask ${mask:02X} of the pressed-this-frame byte {fresh.address}. {timer.address} is the time in which the second tap must follow, {window} at the first tap and one less with every call without a tap. The second tap in time puts 1 into {dash.address} and ends the waiting; in all other calls 0 is put there.",
    )


def charge_release(draw: Drawer) -> Made:
    held, charge, shot = draw.variable(8), draw.variable(8), draw.variable(8)
    mask, full = 1 << draw.rng.randrange(8), draw.rng.randrange(30, 120)
    weak, strong = draw.rng.sample(range(1, 20), 2)
    program = (
        put(shot, 0),
        If(
            Bits(Read(held), mask, "any"),
            (when(check(charge, "<", full), more(charge)),),
            (
                when(
                    check(charge, "!=", 0),
                    put(shot, either(check(charge, ">=", full), strong, weak)),
                    put(charge, 0),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for a charged shot: while mask ${mask:02X} of {held.address} is set the charge {charge.address} rises by 1 as long as it is below {full}. Once it is not set, a charge that isn't 0 fires: {shot.address} becomes {strong} if the charge is at least {full}, else {weak}, and the charge 0. In every other case {shot.address} becomes 0.",
        f"How do I fire on release with two strengths? Held byte {held.address}, mask ${mask:02X}. Held: charge byte {charge.address} + 1 up to {full}, shot byte {shot.address} = 0. Not held: charge > 0 -> shot = charge >= {full} ? {strong} : {weak}, charge = 0; charge == 0 -> shot = 0.",
        f"s = 0; if byte[{held.address}] & ${mask:02X}: if c < {full}: ++c; else if c: s = c >= {full} ? {strong} : {weak}, c = 0. byte[{shot.address}] = s, c = byte[{charge.address}].",
        f"Hold the button (${mask:02X} in {held.address}) to load the cannon ({charge.address}, one more each frame, full at {full}), let go to shoot. {shot.address} tells what is shot this frame: {weak} a plain ball, {strong} the full load, 0 nothing.",
    )


def replay_input(draw: Drawer) -> Made:
    count = draw.one(8, 16, 32)
    buttons, spans = laid_out(draw, count, 2, ("recorded button", 0, 8), ("recorded span", 1, 8))
    pad, place = draw.variable(8), draw.variable(8, below=count)
    left = draw.variable(8)
    program = (
        when(
            check(left, "==", 0),
            put(left, at(spans, place)),
            If(check(place, "==", count - 1), (put(place, 0),), (more(place),)),
        ),
        put(pad, at(buttons, place)),
        less(left),
    )
    return program, (
        f"Write a routine that plays back recorded input, {count} entries of two bytes (buttons, frames) at {buttons.address}: if the byte {left.address} is 0, it gets the frames of entry byte[{place.address}] (0 to {count - 1}) and the entry number goes on by one, from {count - 1} to 0. Then the buttons of the entry with the present number go to {pad.address} and {left.address} falls by 1 (modulo 256).",
        f"How do I replay (buttons, length) pairs? Table {buttons.address}, {count} pairs; index {place.address} < {count}; frames left {left.address}. left == 0: left = length[index], index = next (cyclic). Then byte {pad.address} = buttons[index], --left.",
        f"if l == 0: l = len[n], n = (n + 1) mod {count}; byte[{pad.address}] = btn[n]; l = l - 1 mod 256; l = byte[{left.address}], n = byte[{place.address}] < {count}; btn[n] = byte[{buttons.address} + 2n], len[n] the byte behind it.",
        f"An attract mode steps through {count} pairs of bytes at {buttons.address}, buttons and a length, in a circle. Per frame: once {left.address} (frames left) is 0, reload it with the length of pair {place.address} (under {count}) and go to the next pair's number. Whether that happened or not, press the buttons of the pair whose number is current now ({pad.address}) and take one off {left.address}, 0 becoming 255.",
    )


def stick_to_axis(draw: Drawer) -> Made:
    pad, speed = draw.variable(8), draw.variable(8)
    pace = draw.rng.randrange(1, 16)
    less_bit, more_bit = draw.one((0x02, 0x01), (0x08, 0x04))
    names = "left" if less_bit == 2 else "up", "right" if less_bit == 2 else "down"
    program = (
        put(speed, 0),
        when(Bits(Read(pad), more_bit, "any"), put(speed, pace)),
        when(Bits(Read(pad), less_bit, "any"), put(speed, minus(speed, pace))),
    )
    return program, (
        f"Write a routine that turns directions into a signed speed: {speed.address} becomes {pace} if mask ${more_bit:02X} ({names[1]}) of {pad.address} is set, -{pace} if mask ${less_bit:02X} ({names[0]}) is, 0 for neither or both.",
        f"How do I get an axis value from two buttons? pad byte {pad.address}: ${more_bit:02X} -> +{pace}, ${less_bit:02X} -> -{pace}, both cancel out. Signed byte {speed.address}.",
        f"byte[{speed.address}] = {pace} * ((pad & ${more_bit:02X} ? 1 : 0) - (pad & ${less_bit:02X} ? 1 : 0)), pad = byte[{pad.address}], two's complement.",
        f"The cursor moves {pace} pixels a frame: {names[1]} with bit ${more_bit:02X}, {names[0]} with bit ${less_bit:02X} of {pad.address}. Write this frame's movement as a signed byte to {speed.address}; no button or both at once mean standing still.",
    )


def any_of_two_pads(draw: Drawer) -> Made:
    one, other, turn, pad = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16)
    name, mask = _button(draw)
    program = (
        put(pad, either(Bits(Read(turn), 1, "any"), Read(other), Read(one))),
        when(Bits(joined(one, other), mask, "any"), put(pad, joined(pad, mask))),
    )
    return program, (
        f"Write a routine that picks the pad of the player whose turn it is: the word {pad.address} becomes the word {other.address} if bit 0 of {turn.address} is set, else the word {one.address}; but {name} (mask ${mask:04X}) counts as held if it is on either pad.",
        f"How do I alternate controllers but let both press {name}? Turn byte {turn.address}: odd = second pad {other.address}, even = first pad {one.address} (words). Result word {pad.address}; mask ${mask:04X} ORed in from both.",
        f"word[{pad.address}] = (byte[{turn.address}] & 1 ? word[{other.address}] : word[{one.address}]) | ((word[{one.address}] | word[{other.address}]) & ${mask:04X}).",
        f"Hot-seat mode: game code reads {pad.address} only. On even turns ({turn.address}) it should see player one's buttons ({one.address}), on odd turns player two's ({other.address}), sixteen bits each, and in either case {name} (${mask:04X}) of both.",
    )


def mash_meter(draw: Drawer) -> Made:
    fresh, meter, free = draw.variable(16), draw.variable(8), draw.variable(8)
    name, mask = _button(draw)
    gain, loss, goal = draw.rng.randrange(6, 20), draw.rng.randrange(1, 4), draw.rng.randrange(80, 200)
    program = (
        If(
            Bits(Read(fresh), mask, "any"),
            (put(meter, Saturating("add", Read(meter), Number(gain), 255)),),
            (put(meter, Saturating("subtract", Read(meter), Number(loss), 0)),),
        ),
        put(free, either(check(meter, ">=", goal), 1, 0)),
    )
    return program, (
        f"Write a routine for button mashing: if {name} (mask ${mask:04X}) is in the newly-pressed word {fresh.address}, the meter {meter.address} rises by {gain}, at most to 255; else it falls by {loss}, not below 0. {free.address} becomes 1 if the meter is then at least {goal}, else 0.",
        f"How do I make the player hammer {name} to break free? Edge word {fresh.address}, mask ${mask:04X}; meter byte {meter.address}: +{gain} on a press (cap 255), -{loss} otherwise (floor 0). Byte {free.address} = meter >= {goal} ? 1 : 0.",
        f"m = w & ${mask:04X} ? min(m + {gain}, 255) : max(m - {loss}, 0); byte[{free.address}] = m >= {goal}; m = byte[{meter.address}], w = word[{fresh.address}].",
        f"The spider's net: every new press of {name} (bit ${mask:04X} of {fresh.address}) is worth {gain}, every frame without costs {loss}. {meter.address} keeps the strength, a byte that neither wraps up nor down. With {goal} or more the hero is out; tell so by 1 in {free.address}, otherwise 0.",
    )


def mouse_delta(draw: Drawer) -> Made:
    raw, x = draw.variable(8), draw.variable(16)
    amount = Algorithms(draw).own("amount", 16)
    program = (
        put(amount, Widened(masked(raw, 0x7F))),
        If(Bits(Read(raw), 0x80, "any"), (less(x, amount),), (more(x, amount),)),
    )
    return program, (
        f"Write a routine that applies a mouse movement: the byte {raw.address} has the distance in bits 0 to 6 and the direction in bit 7 (set: subtract, clear: add). The position word {x.address} changes by it, modulo 65536.",
        f"How do I add a sign-and-magnitude mouse byte ({raw.address}) to word[{x.address}]? Bit 7 = negative, bits 0-6 = amount.",
        f"d = byte[{raw.address}] & $7F; word[{x.address}] += byte[{raw.address}] & $80 ? -d : d.",
        f"The SNES mouse reports how far it went (7 bits) and, by its top bit, whether to the left. This frame's report is {raw.address}; the pointer's x, 16 bits, is {x.address}. Move the pointer.",
    )


def idle_minutes(draw: Drawer) -> Made:
    pad, idle, demo = draw.variable(16), draw.variable(16), draw.variable(8)
    limit, code = draw.one(600, 900, 1800, 3600), draw.rng.randrange(1, 256)
    program = (
        If(
            check(pad, "!=", 0),
            (put(idle, 0), put(demo, 0)),
            (
                more(idle),
                when(check(idle, ">=", limit), put(idle, 0), put(demo, code)),
            ),
        ),
    )
    return program, (
        f"Write a routine that starts a demo after idling: if the pad word {pad.address} is not 0, the word {idle.address} and the byte {demo.address} become 0. Otherwise {idle.address} rises by 1, and at {limit} or more it becomes 0 and {demo.address} becomes ${code:02X}.",
        f"How do I detect {limit} frames without input? Pad word {pad.address}, counter word {idle.address}, result byte {demo.address}. Any button: counter = 0, result = 0. None: ++counter; counter >= {limit}: counter = 0, result = ${code:02X}.",
        f"if word[{pad.address}]: word[{idle.address}] = 0, byte[{demo.address}] = 0; else if ++word[{idle.address}] >= {limit}: word[{idle.address}] = 0, byte[{demo.address}] = ${code:02X}.",
        f"If nobody touches the pad ({pad.address}, 16 bits) for {limit} frames, screen saver ${code:02X} begins (byte {demo.address}). The frames are counted in {idle.address} (word), which starts over then; any button at all stops the screen saver with 0 and the count with it.",
    )


def buttons_to_index(draw: Drawer) -> Made:
    pad, direction = draw.variable(8), draw.variable(8)
    from_table = Table(
        "DirectionTable",
        "direction",
        (0xFF, 2, 6, 0xFF, 4, 3, 5, 4, 0, 1, 7, 0, 0xFF, 2, 6, 0xFF),
    )
    held = Read(at(from_table, masked(pad, 0x0F)))
    keep = draw.maybe(0.5)
    looked = Algorithms(draw).own("looked")
    program = (
        (put(looked, held), when(check(looked, "!=", 0xFF), put(direction, looked)))
        if keep
        else (put(direction, held),)
    )
    listing = listed(from_table)
    rule = "; if that is $FF, it stays as it is" if keep else ""
    return program, (
        f"Write a routine that turns the cross pad into one of eight directions: the low 4 bits of {pad.address} index the table {listing}; the entry goes to {direction.address}{rule}.",
        f"How do I map Up/Down/Left/Right bits to 0..7? Index = byte[{pad.address}] & $0F into {listing}. Byte {direction.address} = entry{' unless it is $FF' if keep else ''}.",
        f"d = ({listing})[byte[{pad.address}] & $0F]; {'if d != $FF: ' if keep else ''}byte[{direction.address}] = d.",
        f"Ship headings go clockwise from 0 (up). What each mix of the four direction bits (lowest nibble of {pad.address}) means is in {listing}, $FF being none{' - in that case the heading remains' if keep else ''}. Heading: {direction.address}.",
    )


def lock_until_released(draw: Drawer) -> Made:
    held, lock, result = draw.variable(16), draw.variable(16), draw.variable(16)
    program = (
        put(lock, masked(lock, held)),
        put(result, masked(held, Unary("not", Read(lock)))),
    )
    return program, (
        f"Write a routine that ignores buttons until they have been released: the lock word {lock.address} keeps only the bits that are set in the pad word {held.address} too; then the word {result.address} becomes the pad word without the locked bits.",
        f"How do I block buttons that are still held from the menu? lock (word {lock.address}) &= pad (word {held.address}); usable (word {result.address}) = pad & ~lock.",
        f"word[{lock.address}] &= word[{held.address}]; word[{result.address}] = word[{held.address}] & ~word[{lock.address}].",
        f"After the shop closes, the buttons in {lock.address} must not act before the player has let them go once. {held.address} is what is down now; unlock what isn't down any more, and give the game ({result.address}) what is down and not locked. All are 16-bit masks.",
    )


RECIPES = (
    released_now,
    cancel_opposites,
    last_direction_wins,
    double_tap,
    charge_release,
    replay_input,
    stick_to_axis,
    any_of_two_pads,
    mash_meter,
    mouse_delta,
    idle_minutes,
    buttons_to_index,
    lock_until_released,
)
