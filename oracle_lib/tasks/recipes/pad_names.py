"""Controllers whose buttons are told by name alone: which bit of which byte each of them is has to be known."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Chosen,
    Field,
    Half,
    If,
    Number,
    Read,
    Report,
    Saturating,
    Set,
    Shifted,
    Unary,
    Variable,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
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
_WORD = {
    "B": 0x8000, "Y": 0x4000, "Select": 0x2000, "Start": 0x1000, "Up": 0x0800, "Down": 0x0400, "Left": 0x0200,
    "Right": 0x0100, "A": 0x0080, "X": 0x0040, "L": 0x0020, "R": 0x0010,
}  # fmt: skip
_HIGH = {name: mask >> 8 for name, mask in _WORD.items() if mask > 0xFF}
_LOW = {name: mask for name, mask in _WORD.items() if mask < 0x100}
_ARROWS = ("Up", "Down", "Left", "Right")


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


class _Pad:
    """A copy of a pad's state: the word as $4218 gives it, or one of its two bytes."""

    def __init__(self, draw: Drawer, among: tuple[str, ...] = (), word: bool = False) -> None:
        layouts = {"word": _WORD, "high": _HIGH, "low": _LOW}
        fit = [one for one in layouts if not among or all(name in layouts[one] for name in among)]
        layout = "word" if word else draw.one(*fit)
        self.masks = layouts[layout]
        self.at = draw.variable(16 if layout == "word" else 8)
        a = self.at.address
        self.told = {
            "word": draw.one(
                f"the joypad word {a} (laid out like $4218/$4219)",
                f"word {a}, a copy of JOY1 ($4218, 16 bits)",
                f"the 16-bit pad state at {a} in the console's own order",
            ),
            "high": draw.one(
                f"the pad byte {a} (laid out like $4219)",
                f"byte {a}, a copy of $4219",
                f"{a}, one byte in the order B Y Select Start Up Down Left Right of the auto-read high byte",
            ),
            "low": draw.one(
                f"the pad byte {a} (laid out like $4218)",
                f"byte {a}, a copy of $4218",
                f"{a}, one byte in the order AXLR of the auto-read low byte",
            ),
        }[layout]

    def pick(self, draw: Drawer, count: int) -> list[str]:
        return draw.rng.sample(list(self.masks), min(count, len(self.masks)))

    def held(self, *names: str, which: str = "any") -> Bits:
        return Bits(Read(self.at), self.mask(*names), which)  # type: ignore[arg-type]

    def mask(self, *names: str) -> int:
        return sum(self.masks[name] for name in names)


def button_moves_position(draw: Drawer) -> Made:
    pad, x, step = _Pad(draw), draw.variable(16), draw.rng.randrange(1, 40)
    button, other = pad.pick(draw, 2)
    both = draw.maybe(0.5)
    program: tuple[If, ...] = (when(pad.held(button), more(x, step)),)
    if both:
        program = (*program, when(pad.held(other), less(x, step)))
    then = f", {other} takes {step} away (both held: both happen)" if both else ""
    return program, (
        f"Write a routine that reads {pad.told}: while {button} is held the word {x.address} grows by {step}{then}. It wraps at 65536.",
        f"How do I move a 16-bit value with the controller? {pad.told}; {button} adds {step} to word {x.address}{then}; wraps.",
        f"if {button} held in {pad.told}: word[{x.address}] += {step}{f'; if {other} held: -= {step}' if both else ''} (modulo 65536).",
        f"Debug flight: holding {button} pushes the camera, 16 bits at {x.address}, on by {step} a frame{then}. Pad: {pad.told}. No limits, it wraps.",
        f"{x.address} (2 bytes) += {step} on {button}{f', -= {step} on {other}' if both else ''}. Buttons: {pad.told}.",
    )


def steer_both_axes(draw: Drawer) -> Made:
    pad, x, y = _Pad(draw, _ARROWS), draw.variable(16), draw.variable(16)
    step = draw.rng.randrange(1, 9)
    program = (
        when(pad.held("Right"), more(x, step)),
        when(pad.held("Left"), less(x, step)),
        when(pad.held("Down"), more(y, step)),
        when(pad.held("Up"), less(y, step)),
    )
    return program, (
        f"Write a routine that moves a cursor freely by the cross: x is the word {x.address} (Right +{step}, Left -{step}), y the word {y.address} (Down +{step}, Up -{step}); several at once add up, both wrap. The state is {pad.told}.",
        f"How do I make the arrows of the pad drive a 16-bit x and y? {pad.told}; step {step}; x {x.address}, y {y.address}; y grows downwards, no clipping.",
        f"x += {step} * (right - left), y += {step} * (down - up); x = word[{x.address}], y = word[{y.address}], directions held in {pad.told}; modulo 65536.",
        f"Free-roaming ghost: every frame {step} pixels per direction that is held ({pad.told}). Position: {x.address} across, {y.address} down the screen, two bytes each, wrapping.",
        f"D-pad -> ({x.address}, {y.address}), words, {step} a frame and direction, down = +. Pad: {pad.told}.",
    )


def reset_combination(draw: Drawer) -> Made:
    pad, mode, value = _Pad(draw), draw.variable(8), draw.rng.randrange(1, 200)
    names = pad.pick(draw, draw.one(2, 3, 4))
    asked = " + ".join(names)
    tells = draw.maybe(0.4)
    program: tuple[If | Report, ...] = (when(pad.held(*names, which="all"), put(mode, value)),)
    if tells:
        program = (Report(pad.held(*names, which="all")),)
        return program, (
            f"Write a routine that reports whether {asked} are all held together: carry set if so, clear if even one of them is up. Other buttons don't matter. It looks at {pad.told}.",
            f"How do I test for the chord {asked}? {pad.told}. Carry = 1 when all of them are down.",
            f"carry = all of ({asked}) held in {pad.told}.",
            f"The reset cheat is {asked}, whatever else is pressed. Say yes by the carry, no by a clear one. Pad: {pad.told}.",
        )
    return program, (
        f"Write a routine that jumps to another game mode on {asked}: when all of them are held in {pad.told}, the byte {mode.address} becomes {value}; otherwise it keeps what it has.",
        f"How do I do a soft reset by {asked}? Pad: {pad.told}. All down: byte {mode.address} = {value}. Additional buttons are allowed.",
        f"if {' and '.join(names)} held ({pad.told}): byte[{mode.address}] = {value}.",
        f"Holding {asked} at the same time should bring up screen {value} ({mode.address}, one byte); fewer of them do nothing. Buttons are in {pad.told}.",
        f"chord {asked} -> {mode.address} = {value} (byte), else leave. {pad.told}",
    )


def facing_from_cross(draw: Drawer) -> Made:
    pad, facing = _Pad(draw, _ARROWS), draw.variable(8)
    order = draw.rng.sample(_ARROWS, 4)
    values = dict(zip(order, draw.one((0, 1, 2, 3), (0, 2, 4, 6), (1, 2, 3, 4)), strict=True))
    statement = when(pad.held(order[3]), put(facing, values[order[3]]))
    for name in reversed(order[:3]):
        statement = If(pad.held(name), (put(facing, values[name]),), (statement,))
    codes = ", ".join(f"{name} {values[name]}" for name in order)
    return (statement,), (
        f"Write a routine that turns the hero: the byte {facing.address} becomes the code of the held direction ({codes}); if several are held, the one named first here wins; if none is, it stays. Pad state: {pad.told}.",
        f"How do I convert the cross to a facing number? {pad.told}. Codes in order of precedence: {codes}. To byte {facing.address}; no direction: unchanged.",
        f"byte[{facing.address}] = first held of ({codes}) in {pad.told}; none: keep.",
        f"My sprite has four views, {codes}. Look at {pad.told} each frame and store the view in {facing.address}; earlier in that list beats later, and with the cross at rest he keeps looking the same way.",
    )


def cross_as_nibble(draw: Drawer) -> Made:
    pad, result = _Pad(draw, _ARROWS), draw.variable(8)
    value = Half(Read(pad.at), True) if pad.at.width == 16 else Read(pad.at)
    return (put(result, masked(value, 0x0F)),), (
        f"Write a routine that isolates the cross: {result.address} (byte) gets bit 3 Up, bit 2 Down, bit 1 Left, bit 0 Right as they are held in {pad.told}, its upper bits 0.",
        f"How do I get only the four directions as a number 0..15 (8 = Up, 4 = Down, 2 = Left, 1 = Right)? From {pad.told} to byte {result.address}.",
        f"byte[{result.address}] = 8*up + 4*down + 2*left + right of {pad.told}.",
        f"A direction table of mine has 16 entries numbered UDLR in binary (Up is the 8). Its index for {pad.told} goes to {result.address}.",
    )


def exchange_two_buttons(draw: Drawer) -> Made:
    pad = _Pad(draw)
    one, other = pad.pick(draw, 2)
    both = pad.mask(one, other)
    kept = masked(pad.at, ((1 << pad.at.width) - 1) ^ both)
    first = Chosen(pad.held(one), Number(pad.mask(other), pad.at.width), Number(0, pad.at.width))
    second = Chosen(pad.held(other), Number(pad.mask(one), pad.at.width), Number(0, pad.at.width))
    made = Algorithms(draw).own("remapped", pad.at.width)
    steps = (put(made, kept), put(made, joined(made, first)), put(made, joined(made, second)), put(pad.at, made))
    return steps, (
        f"Write a routine that remaps the controls in place: in {pad.told}, {one} and {other} change roles (each one's bit gets the state of the other); all other bits stay.",
        f"How do I swap {one} and {other} for left-handed players? Rewrite {pad.told}; nothing else may change.",
        f"Exchange the {one} bit and the {other} bit of {pad.told}.",
        f"The options menu lets people trade {one} against {other}. Right after the pad was read ({pad.told}), let each of them appear as the other one; leave the rest alone.",
        f"{pad.told}: {one} <-> {other}.",
    )


def drop_buttons(draw: Drawer) -> Made:
    pad, state = _Pad(draw), draw.variable(8)
    names = pad.pick(draw, draw.one(1, 2, 3))
    top = (1 << pad.at.width) - 1
    zero = draw.maybe(0.5)
    condition = check(state, "==" if zero else "!=", 0)
    asked = " and ".join(names)
    return (when(condition, put(pad.at, masked(pad.at, top ^ pad.mask(*names)))),), (
        f"Write a routine that makes {asked} dead while the byte {state.address} is {'0' if zero else 'not 0'}: then {'their bits are' if len(names) > 1 else 'its bit is'} cleared in {pad.told}; everything else stays, and otherwise nothing changes.",
        f"How do I disable {asked} as long as {state.address} (byte) is {'zero' if zero else 'nonzero'}? Clear it in {pad.told}, keep the other buttons.",
        f"if byte[{state.address}] {'==' if zero else '!='} 0: {pad.told} &= ~({' | '.join(names)}).",
        f"During a cutscene ({state.address} {'is 0' if zero else 'is anything but 0'}) the game should not see {asked}. Strip {'them' if len(names) > 1 else 'it'} from {pad.told}.",
        f"{asked} off when {state.address} {'= 0' if zero else '<> 0'}; pad: {pad.told}; the remaining bits as they were.",
    )


def shoulders_turn(draw: Drawer) -> Made:
    pad, angle, step = _Pad(draw, ("L", "R")), draw.variable(draw.one(8, 16)), draw.rng.randrange(1, 12)
    bits = "byte" if angle.width == 8 else "word"
    program = (when(pad.held("L"), less(angle, step)), when(pad.held("R"), more(angle, step)))
    return program, (
        f"Write a routine that turns the view with the shoulder buttons: L subtracts {step} from the angle ({bits} {angle.address}), R adds {step}; it wraps, and both together cancel out. Pad: {pad.told}.",
        f"How do I rotate by L/R? Angle: {bits} at {angle.address}, {step} per frame, L negative, wraps. Buttons: {pad.told}.",
        f"{bits}[{angle.address}] += {step} * (R - L), held in {pad.told}, modulo {1 << angle.width}.",
        f"Mode 7 steering: each frame the left shoulder takes {step} off the heading {angle.address} ({angle.width} bits, full circle) and the right one puts {step} on. State of the buttons: {pad.told}.",
    )


def dash_doubles_speed(draw: Drawer) -> Made:
    pad = _Pad(draw, ("B", "Y", "Left", "Right"))
    button, speed, result = draw.one("B", "Y"), draw.variable(8, below=64), draw.variable(8)
    shift, words = draw.one((1, "double"), (2, "four times"))
    own = Algorithms(draw).own("speed")
    program = (
        put(own, speed),
        when(pad.held(button), Set(own, Shifted(Read(own), "left", shift))),
        If(
            pad.held("Left"),
            (Set(result, Unary("negate", Read(own))),),
            (If(pad.held("Right"), (put(result, own),), (put(result, 0),)),),
        ),
    )
    return program, (
        f"Write a routine that works out the walking speed: {speed.address} (byte, below 64), {words} while {button} is held, goes to the signed byte {result.address}: negative for Left, positive for Right, 0 without either; Left beats Right. Pad: {pad.told}.",
        f"How do I get a signed x speed with a run button? base byte {speed.address} (< 64), {button} makes it {words}; Left: -v, else Right: v, else 0, into {result.address}. {pad.told}.",
        f"v = byte[{speed.address}]{f' << {shift} if {button}'}; byte[{result.address}] = left ? -v : right ? v : 0; buttons in {pad.told}; base < 64.",
        f"The runner's pace is {speed.address} (under 64) and {words} that with {button} down. Write what he moves this frame, left as minus (two's complement), to {result.address}; standing still is 0 and Left wins over Right. {pad.told}.",
    )


def count_held_of(draw: Drawer) -> Made:
    pad, result = _Pad(draw), draw.variable(8)
    names = pad.pick(draw, draw.one(2, 3, 4))
    program: tuple[Set | If, ...] = (put(result, 0), *(when(pad.held(name), more(result)) for name in names))
    asked = ", ".join(names)
    return program, (
        f"Write a routine that counts how many of the buttons {asked} are held in {pad.told}; the number goes to the byte {result.address}.",
        f"How many of {asked} are down right now? Pad: {pad.told}; answer (0 to {len(names)}) to {result.address}.",
        f"byte[{result.address}] = {' + '.join(names)} (each 1 if held), pad: {pad.told}.",
        f"A grip test in my minigame gives one point for each of {asked} that the player manages to hold. Points to {result.address}, starting from 0; buttons from {pad.told}.",
    )


def number_of_pressed(draw: Drawer) -> Made:
    pad, result = _Pad(draw), draw.variable(8)
    names = pad.pick(draw, draw.one(3, 4))
    numbers = draw.rng.sample(range(1, 20), len(names))
    none = draw.one(0, 0xFF)
    statement: If | Set = put(result, none)
    for name, number in reversed(list(zip(names, numbers, strict=True))):
        statement = If(pad.held(name), (put(result, number),), (statement,))
    codes = ", ".join(f"{name}: {number}" for name, number in zip(names, numbers, strict=True))
    return (statement,), (
        f"Write a routine that turns a button into a number at {result.address}: {codes}, and {none} if none of these is set in {pad.told}. With several set the first of the list counts.",
        f"How do I map buttons to spell numbers? {pad.told}; {codes}; none: {none}. First match wins; byte {result.address}.",
        f"byte[{result.address}] = first of ({codes}) held in {pad.told}, else {none}.",
        f"Quick slots: {codes}. Store which one was chosen in {result.address} ({none} means no one), the earlier ones going before the later ones. The pressed buttons are {pad.told}.",
    )


def autofire(draw: Drawer) -> Made:
    pad, frames = _Pad(draw), draw.variable(8)
    [name] = pad.pick(draw, 1)
    mask = draw.one(1, 2, 3, 4, 7)
    top = (1 << pad.at.width) - 1
    program = (when(Bits(Read(frames), mask, "any"), put(pad.at, masked(pad.at, top ^ pad.mask(name)))),)
    return program, (
        f"Write a routine for turbo fire: unless the frame counter {frames.address} (byte) has all bits of ${mask:02X} clear, {name} is taken out of {pad.told}. No other button is touched.",
        f"How do I make {name} fire repeatedly while held? When byte[{frames.address}] & ${mask:02X} isn't 0, clear {name} in {pad.told}.",
        f"if byte[{frames.address}] & ${mask:02X}: clear {name} in {pad.told}.",
        f"Holding {name} should look like hammering it: in frames where {frames.address} AND ${mask:02X} is not zero the game must see it released. Change {pad.told} accordingly and leave the remaining bits.",
    )


def standard_pad_plugged(draw: Drawer) -> Made:
    pad, result = _Pad(draw, ("A",)), draw.variable(8)
    return (put(result, either(Bits(Read(pad.at), 0x0F, "none"), 1, 0)),), (
        f"Write a routine that checks the device signature, the lowest four bits of what $4218 returns: {result.address} becomes 1 if they are all 0 (an ordinary pad), else 0. The reading is {pad.told}.",
        f"How do I recognise a standard controller? The ID nibble (bits 0-3 of $4218's byte) is 0. Reading: {pad.told}; byte {result.address} = 1 for a pad, 0 otherwise.",
        f"byte[{result.address}] = (ID nibble of {pad.told}) == 0 ? 1 : 0.",
        f"A mouse identifies itself by 0001 in the last four bits of the auto-read word, a pad by 0000. Put 1 into {result.address} for a pad and 0 for anything else, judging by {pad.told}.",
    )


def pause_by_either_player(draw: Drawer) -> Made:
    one, other, pause = draw.variable(16), draw.variable(16), draw.variable(8)
    name, flag = draw.one("Start", "Select"), 1 << draw.rng.randrange(8)
    pressed = Bits(joined(one, other), _WORD[name], "any")
    return (when(pressed, put(pause, toggled(pause, flag))),), (
        f"Write a routine that flips bit {flag.bit_length() - 1} of {pause.address} (byte) once if either player has newly pressed {name}: the words {one.address} (player 1) and {other.address} (player 2) hold the new presses, laid out like $4218/$421A.",
        f"How do I let both players pause with {name}? New presses: words {one.address} and {other.address} (JOY1, JOY2 order). On either or both: byte[{pause.address}] ^= ${flag:02X}, one time.",
        f"if {name} in word[{one.address}] or in word[{other.address}] (hardware bit order): byte[{pause.address}] ^= ${flag:02X}.",
        f"Two pads, just-pressed words at {one.address} and {other.address} in the order of the auto-read registers. {name} on any of them toggles the pause flag, mask ${flag:02X} in {pause.address}; both in one frame count as one press.",
    )


def menu_by_named_buttons(draw: Drawer) -> Made:
    pad = _Pad(draw, ("Up", "Down", "Start"))
    count = draw.rng.randrange(3, 12)
    cursor, chosen = draw.variable(8, below=count), draw.variable(8)
    confirm = draw.one("Start", "B", "Y", "Select")
    wraps = draw.maybe(0.5)
    if wraps:
        down = put(cursor, Chosen(check(cursor, "==", count - 1), Number(0), plus(cursor, 1)))
        up = put(cursor, Chosen(check(cursor, "==", 0), Number(count - 1), minus(cursor, 1)))
    else:
        down = Set(cursor, Saturating("add", Read(cursor), Number(1), count - 1))
        up = Set(cursor, Saturating("subtract", Read(cursor), Number(1), 0))
    edge = "from the last line to the first and back" if wraps else "and stops at the ends"
    program = (
        If(pad.held("Down"), (down,), (when(pad.held("Up"), up),)),
        when(pad.held(confirm), put(chosen, plus(cursor, 1))),
    )
    return program, (
        f"Write a routine for a menu of {count} lines: of the new presses ({pad.told}) Down moves the cursor {cursor.address} (0 to {count - 1}) on by one, else Up moves it back, {edge}; after that {confirm} stores the cursor's line plus 1 in the byte {chosen.address}.",
        f"How do I handle Down, Up and {confirm} in a {count}-entry list? Presses: {pad.told}. Cursor byte {cursor.address} < {count} goes {edge}; Down has priority over Up. {confirm}: byte {chosen.address} = moved cursor + 1; without it {chosen.address} stays.",
        f"c = byte[{cursor.address}] < {count}; Down: ++c; else Up: --c ({edge}); {confirm}: byte[{chosen.address}] = c + 1. Presses in {pad.told}.",
        f"Shop list, {count} goods. Down and Up walk it ({cursor.address} from 0; {edge}; both at once count as Down), {confirm} buys what is then under the cursor: its number from 1 goes to {chosen.address}. Pressed this frame: {pad.told}.",
    )


def jump_height_by_release(draw: Drawer) -> Made:
    pad, speed = _Pad(draw), draw.variable(16, signed=True)
    [name] = pad.pick(draw, 1)
    slow = draw.rng.randrange(0x40, 0x300)
    program = (
        when(
            pad.held(name, which="none"),
            when(check(speed, "<", -slow & 0xFFFF, signed=True), put(speed, -slow & 0xFFFF)),
        ),
    )
    return program, (
        f"Write a routine that shortens a jump: if {name} is not held in {pad.told} and the signed word {speed.address} is below -{slow}, it becomes -{slow}. Otherwise it stays.",
        f"How do I cut a jump when {name} is let go? y speed: signed 16-bit {speed.address}, negative = up; cap it at -{slow} while {name} is up. Pad: {pad.told}.",
        f"if not {name} ({pad.told}): word[{speed.address}] = max(word[{speed.address}], -{slow}), signed.",
        f"A short press makes a small hop: without {name} ({pad.told}) the hero may not rise faster than {slow} (that is, {speed.address}, two signed bytes, must not be less than -{slow}). With it, don't interfere.",
    )


def throttle_and_brake(draw: Drawer) -> Made:
    pad, speed = _Pad(draw), draw.variable(16)
    gas, brake = pad.pick(draw, 2)
    up, down, roll = draw.rng.randrange(4, 40), draw.rng.randrange(20, 90), draw.rng.randrange(1, 6)
    top = draw.rng.randrange(0x180, 0x800)

    def lower(by: int) -> Set:
        return Set(speed, Saturating("subtract", Read(speed), Number(by, 16), 0))

    program = (
        If(
            pad.held(brake),
            (lower(down),),
            (If(pad.held(gas), (Set(speed, Saturating("add", Read(speed), Number(up, 16), top)),), (lower(roll),)),),
        ),
    )
    return program, (
        f"Write a routine for a kart's speed (unsigned word {speed.address}): {brake} held takes {down} away, not below 0; else {gas} held adds {up}, but {top} is the most (also if it was higher); with neither it loses {roll}, not below 0. Buttons: {pad.told}.",
        f"How do I do accelerate/brake/coast in 16 bits? speed {speed.address}; {brake}: -{down} floor 0 (goes first); {gas}: +{up} cap {top}; none: -{roll} floor 0. Pad: {pad.told}.",
        f"s = word[{speed.address}]; {brake}: s = max(s - {down}, 0); else {gas}: s = min(s + {up}, {top}); else s = max(s - {roll}, 0). Pad: {pad.told}.",
        f"Gas is {gas}, brake is {brake} (stronger if both are down), {pad.told}. The car's speed, two bytes at {speed.address}, rises by {up} to at most {top}, brakes by {down} or rolls out by {roll} a frame; it never goes under 0.",
    )


def which_byte_of_pad(draw: Drawer) -> Made:
    low, high = draw.variable(8), draw.variable(8)
    place, timer = draw.variable(16), draw.variable(8)
    first, second = draw.one(*_HIGH), draw.one(*_LOW)
    step, length = draw.rng.randrange(2, 600), draw.rng.randrange(5, 120)
    program = (
        when(Bits(Read(high), _HIGH[first], "any"), more(place, step)),
        when(Bits(Read(low), _LOW[second], "any"), put(timer, length)),
    )
    return program, (
        f"Write a routine with two actions: {first} held adds {step} to the word {place.address} (wrapping), {second} held sets the byte {timer.address} to {length}. The pad's two bytes are {low.address} (as $4218) and {high.address} (as $4219).",
        f"How do I react to {first} and {second} when the pad is split over two bytes, {high.address} = $4219 and {low.address} = $4218? {first}: word {place.address} += {step}; {second}: byte {timer.address} = {length}; both may happen.",
        f"{first}: word[{place.address}] += {step}; {second}: byte[{timer.address}] = {length}. JOY1L copy {low.address}, JOY1H copy {high.address}.",
        f"{first} walks ({step} more at {place.address}, 16 bits), {second} starts the cooldown ({timer.address} = {length}). $4218 was saved to {low.address} and $4219 to {high.address}; pick the right one for each button.",
    )


def buttons_pressed_mirror(draw: Drawer) -> Made:
    pad, mirrored = _Pad(draw, word=True), draw.variable(16)
    horizontal = draw.maybe(0.6)
    one, other = ("Left", "Right") if horizontal else ("Up", "Down")
    both = pad.mask(one, other)
    low = pad.mask(other)
    up = Shifted(masked(pad.at, low), "left", 1)
    down = Shifted(masked(pad.at, low << 1), "right", 1)
    program = (put(mirrored, joined(joined(masked(pad.at, 0xFFFF ^ both), up), down)),)
    return program, (
        f"Write a routine that makes mirrored controls: the word {mirrored.address} gets the state of {pad.told} with {one} and {other} exchanged, all else equal.",
        f"How do I reverse {one} and {other} for a confused player? Source: {pad.told}; result word {mirrored.address}; the source stays.",
        f"word[{mirrored.address}] = {pad.told} with the bits of {one} and {other} swapped.",
        f"Under the curse {one} is {other} and {other} is {one}. Real buttons: {pad.told}. What the game shall believe goes to {mirrored.address}, sixteen bits.",
    )


def idle_or_direction_age(draw: Drawer) -> Made:
    pad, age = _Pad(draw, _ARROWS), draw.variable(16)
    limit = draw.rng.randrange(300, 5000)
    program = (
        If(
            pad.held(*_ARROWS),
            (put(age, 0),),
            (Set(age, Saturating("add", Read(age), Number(1, 16), limit)),),
        ),
    )
    return program, (
        f"Write a routine that measures how long the cross has been left alone: any direction held in {pad.told} sets the word {age.address} to 0, otherwise it rises by 1, to {limit} at most. Other buttons don't count.",
        f"How do I time standing still (no direction) in 16 bits? {pad.told}; word {age.address}: reset on any of the four, else +1 up to {limit}.",
        f"word[{age.address}] = any direction ? 0 : min(word[{age.address}] + 1, {limit}); pad: {pad.told}.",
        f"He yawns after a while without walking. {age.address} (two bytes) counts frames in which none of Up, Down, Left, Right is down and holds at {limit}; walking zeroes it. Pad: {pad.told}.",
    )


def direction_index(draw: Drawer) -> Made:
    pad, result = _Pad(draw, ("Left", "Right")), draw.variable(16)
    shift = draw.rng.randrange(0, 6)
    value = Field(Read(pad.at), 8 if pad.at.width == 16 else 0, 2)
    wide = value if pad.at.width == 16 else Widened(value)
    final = Shifted(wide, "left", shift) if shift else wide
    return (put(result, final),), (
        f"Write a routine that builds a table offset from the horizontal directions: (2 if Left is held, plus 1 if Right is held) times {1 << shift}, as a word to {result.address}. State: {pad.told}.",
        f"How do I turn Left/Right into an index 0..3 (Left counts 2, Right 1) of records of {1 << shift} byte{'s' if shift else ''}? {pad.told}; offset as word to {result.address}.",
        f"word[{result.address}] = (2*left + right) * {1 << shift}; {pad.told}.",
        f"Four speed records, {1 << shift} byte{'s' if shift else ''} apart: none, Right, Left, both. Which one applies is told by {pad.told}; put its distance from the first into the two bytes at {result.address}.",
    )


def latch_new_presses(draw: Drawer) -> Made:
    held, fresh = draw.variable(16), draw.variable(16)
    latch: Variable = draw.variable(16)
    name = draw.one(*_WORD)
    program = (
        put(latch, joined(latch, fresh)),
        when(Bits(Read(held), _WORD[name], "none"), put(latch, masked(latch, 0xFFFF ^ _WORD[name]))),
    )
    return program, (
        f"Write a routine that buffers input: the new presses (word {fresh.address}) are added to the bits already in {latch.address}; then {name}'s bit is removed from {latch.address} if {name} is not held in the word {held.address}. All three are in the order of $4218.",
        f"How do I latch presses but forget {name} once it is up? word {latch.address} |= word {fresh.address}; if {name} isn't in word {held.address}: clear {name} in the latch. Layout of JOY1.",
        f"latch |= fresh; if not held.{name}: latch.{name} = 0; latch = word[{latch.address}], fresh = word[{fresh.address}], held = word[{held.address}], console bit order.",
        f"Slow frames must not lose presses, so collect them: OR {fresh.address} into {latch.address}. Only {name} has to be dropped again as soon as the player lets go of it ({held.address} is what he holds). Sixteen bits each, ordered like the auto-read registers.",
    )


RECIPES = (
    button_moves_position,
    steer_both_axes,
    reset_combination,
    facing_from_cross,
    cross_as_nibble,
    exchange_two_buttons,
    drop_buttons,
    shoulders_turn,
    dash_doubles_speed,
    count_held_of,
    number_of_pressed,
    autofire,
    standard_pad_plugged,
    pause_by_either_player,
    menu_by_named_buttons,
    jump_height_by_release,
    throttle_and_brake,
    which_byte_of_pad,
    buttons_pressed_mirror,
    idle_or_direction_age,
    direction_index,
    latch_new_presses,
)
