"""Menus, cursors, sound requests and other things between the player and the game."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Either,
    If,
    Item,
    Number,
    Read,
    Report,
    Saturating,
    Set,
    Shifted,
    Statement,
    Stop,
    Switch,
    Table,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def cursor_down(draw: Drawer) -> Made:
    cursor, last = draw.variable(8), draw.rng.randrange(2, 20)
    up = draw.maybe(0.4)
    if up:
        value = Chosen(
            Compared("==", Read(cursor), Number(0)), Number(last), Binary("subtract", Read(cursor), Number(1))
        )
        return (Set(cursor, value),), (
            f"Write a routine that moves a menu cursor up: the byte {cursor.address} goes down by 1, and from 0 to {last}.",
            f"How do I step back in a menu of {last + 1} entries? Entry number {cursor.address}; 0 is followed by {last}.",
            f"byte[{cursor.address}] = byte[{cursor.address}] == 0 ? {last} : byte[{cursor.address}] - 1.",
            f"Pressing Up selects the entry before ({cursor.address}, from 0); before the first one comes the last, {last}.",
        )
    value = Chosen(Compared(">=", Read(cursor), Number(last)), Number(0), Binary("add", Read(cursor), Number(1)))
    return (Set(cursor, value),), (
        f"Write a routine that moves a menu cursor down: the byte {cursor.address} goes up by 1; {last} (and anything larger) is followed by 0.",
        f"How do I step forward in a menu of {last + 1} entries? Entry number {cursor.address}; from {last} or more back to 0.",
        f"byte[{cursor.address}] = byte[{cursor.address}] >= {last} ? 0 : byte[{cursor.address}] + 1.",
        f"Pressing Down selects the next entry ({cursor.address}, from 0); behind entry {last} the list begins again, also if the number was out of range.",
    )


def cursor_stops(draw: Drawer) -> Made:
    cursor, last = draw.variable(8), draw.rng.randrange(2, 30)
    if draw.maybe(0.5):
        return (
            If(Compared("<", Read(cursor), Number(last)), (Set(cursor, Binary("add", Read(cursor), Number(1))),)),
        ), (
            f"Write a routine that selects the next line: raise {cursor.address} by 1 if it is below {last}, otherwise leave it.",
            f"How do I keep a list cursor ({cursor.address}) from running past entry {last} when it steps down by one?",
            f"if byte[{cursor.address}] < {last}: byte[{cursor.address}] += 1.",
            f"In my shop list the hand ({cursor.address}) stops at the bottom entry, number {last}. One step down, please.",
        )
    return (
        If(Compared("!=", Read(cursor), Number(0)), (Set(cursor, Binary("subtract", Read(cursor), Number(1))),)),
    ), (
        f"Write a routine that selects the line above: lower {cursor.address} by 1, but 0 stays 0.",
        f"How do I step a list cursor ({cursor.address}) up by one without leaving the list at the top (0)?",
        f"if byte[{cursor.address}] != 0: byte[{cursor.address}] -= 1.",
        f"The hand at {cursor.address} goes one entry up and rests at entry 0.",
    )


def steer_by_pad(draw: Drawer) -> Made:
    pad, cursor = draw.variable(8), draw.variable(8)
    right, left = draw.one((0x01, 0x02), (0x04, 0x08), (0x08, 0x04), (0x80, 0x40), (0x10, 0x20))
    program = (
        If(Bits(Read(pad), right, "any"), (Set(cursor, Binary("add", Read(cursor), Number(1))),)),
        If(Bits(Read(pad), left, "any"), (Set(cursor, Binary("subtract", Read(cursor), Number(1))),)),
    )
    return program, (
        f"Write a routine that steers by buttons: ${right:02X} in the pad byte {pad.address} raises {cursor.address} by 1, ${left:02X} lowers it by 1; both together cancel out. It wraps like any byte.",
        f"How do I change a value with two buttons? Pad: byte {pad.address}; mask ${right:02X}: +1; mask ${left:02X}: -1; value: byte {cursor.address} (modulo 256).",
        f"if byte[{pad.address}] & ${right:02X}: ++byte[{cursor.address}]; if byte[{pad.address}] & ${left:02X}: --byte[{cursor.address}].",
        f"The dial at {cursor.address} turns one notch up while ${right:02X} is held in {pad.address} and one notch down while ${left:02X} is held. No limits.",
    )


def request_sound(draw: Drawer) -> Made:
    port, sound = draw.variable(8), draw.rng.randrange(1, 64)
    program = (If(Compared("==", Read(port), Number(0)), (Set(port, Number(sound)),)),)
    return program, (
        f"Write a routine that asks for sound ${sound:02X}: store it at {port.address} if that byte is 0; a request that waits there already comes first and stays.",
        f"How do I queue a sound effect politely? Queue byte {port.address}: 0 is free. Sound number ${sound:02X}.",
        f"if !byte[{port.address}]: byte[{port.address}] = ${sound:02X}.",
        f"Only one effect a frame: ${sound:02X} goes into {port.address} unless something else is in there.",
    )


def louder_wins(draw: Drawer) -> Made:
    port, fresh = draw.variable(8), draw.variable(8)
    lower = draw.maybe(0.4)
    wins = Compared("<" if lower else ">", Read(fresh), Read(port))
    return (If(wins, (Set(port, Read(fresh)),)),), (
        f"Write a routine that keeps the more important of two requests: {port.address} takes the byte of {fresh.address} if that is {'smaller' if lower else 'larger'} (unsigned), else it stays.",
        f"How do I let priority decide? Current: {port.address}; new: {fresh.address}; the {'lower' if lower else 'higher'} number wins and ends up in {port.address}.",
        f"byte[{port.address}] = {'min' if lower else 'max'}(byte[{port.address}], byte[{fresh.address}]).",
        f"Alarm sounds have {'low' if lower else 'high'} numbers. What is requested at {fresh.address} replaces {port.address} only when its number is {'below' if lower else 'above'} that one.",
    )


def fade(draw: Drawer) -> Made:
    level, done = draw.variable(8, below=16), draw.variable(8)
    out, mark = draw.maybe(0.5), draw.rng.randrange(1, 256)
    end = 0 if out else 15
    step = Set(level, Binary("subtract" if out else "add", Read(level), Number(1)))
    program = (If(Compared("==", Read(level), Number(end)), (Set(done, Number(mark)),), (step,)),)
    verb = "down" if out else "up"
    return program, (
        f"Write a routine that fades {'out' if out else 'in'}: the brightness byte {level.address} (0 to 15) goes {verb} by 1 a call; if it is {end} already, store ${mark:02X} at {done.address} instead.",
        f"How do I do one step of a fade-{'out' if out else 'in'}? Brightness {level.address}, at most 15; at {end} the fade is over: write ${mark:02X} to {done.address}; else one step {verb}.",
        f"if byte[{level.address}] == {end}: byte[{done.address}] = ${mark:02X} else byte[{level.address}] {'-' if out else '+'}= 1 (brightness < 16).",
        f"Curtain {'closes' if out else 'opens'}: {level.address} moves {verb} one of its 16 steps each frame. When it stands at {end}, tell the main loop by ${mark:02X} in {done.address}.",
    )


def toggle_pause(draw: Drawer) -> Made:
    pressed, paused, mask = draw.variable(8), draw.variable(8), 1 << draw.rng.randrange(8)
    flip = draw.one(1, 0x80, 0xFF)
    program = (If(Bits(Read(pressed), mask, "any"), (Set(paused, Binary("xor", Read(paused), Number(flip))),)),)
    return program, (
        f"Write a routine for a pause button: if mask ${mask:02X} is set in the newly pressed buttons at {pressed.address}, flip the bits ${flip:02X} of {paused.address}.",
        f"How do I toggle pause? Fresh presses: {pressed.address}, Start is ${mask:02X}. Pause byte: {paused.address}, exclusive-or it with ${flip:02X}.",
        f"if byte[{pressed.address}] & ${mask:02X}: byte[{paused.address}] ^= ${flip:02X}.",
        f"Each press of ${mask:02X} (bytes of presses: {pressed.address}) switches the game between running and paused: {paused.address} XOR ${flip:02X}.",
    )


def confirm_or_cancel(draw: Drawer) -> Made:
    pad, state = draw.variable(8), draw.variable(8)
    yes, no = draw.rng.sample([1 << bit for bit in range(8)], 2)
    confirmed, cancelled = draw.rng.sample(range(1, 256), 2)
    program: tuple[Statement, ...] = (
        If(
            Bits(Read(pad), no, "any"),
            (Set(state, Number(cancelled)),),
            (If(Bits(Read(pad), yes, "any"), (Set(state, Number(confirmed)),)),),
        ),
    )
    return program, (
        f"Write a routine that answers a question box: mask ${no:02X} in {pad.address} cancels (state {state.address} becomes ${cancelled:02X}); otherwise mask ${yes:02X} confirms (${confirmed:02X}); without either the state stays.",
        f"How do I read Yes and No? Pad {pad.address}: No = ${no:02X}, Yes = ${yes:02X}, No goes before Yes. State byte {state.address}: ${cancelled:02X} for No, ${confirmed:02X} for Yes.",
        f"if pad & ${no:02X}: s = ${cancelled:02X}; else if pad & ${yes:02X}: s = ${confirmed:02X}. pad: byte {pad.address}; s: byte {state.address}.",
        f"B (${no:02X}) beats A (${yes:02X}) in my dialogs. The pad is at {pad.address}. Write what follows to {state.address}: ${cancelled:02X} after B, ${confirmed:02X} after A alone, unchanged after neither.",
    )


def may_open(draw: Drawer) -> Made:
    mode, lock = draw.variable(8), draw.variable(8)
    wanted, mask = draw.rng.randrange(1, 40), draw.mask(8) or 1
    condition = Both(Compared("==", Read(mode), Number(wanted)), Bits(Read(lock), mask, "none"))
    return (Report(condition),), (
        f"Write a routine that tells whether the menu may open: carry set if the mode byte {mode.address} is ${wanted:02X} and no bit of ${mask:02X} is set in {lock.address}; else clear.",
        f"How do I test two conditions for a menu? Mode {mode.address} == ${wanted:02X}, and {lock.address} & ${mask:02X} == 0. Answer: carry.",
        f"carry = byte[{mode.address}] == ${wanted:02X} && !(byte[{lock.address}] & ${mask:02X}).",
        f"The item screen opens only in mode ${wanted:02X} ({mode.address}) and only while none of the lock bits ${mask:02X} ({lock.address}) is on. Carry says yes.",
    )


def any_input(draw: Drawer) -> Made:
    first, second = draw.variable(8), draw.variable(8)
    mask = draw.mask(8) or 1
    condition = Either(Compared("!=", Read(first), Number(0)), Bits(Read(second), mask, "any"))
    return (Report(condition),), (
        f"Write a routine that notices input: carry set if {first.address} is not 0 or if {second.address} has a bit of ${mask:02X} set, else clear.",
        f"How do I skip the intro on any button? Bytes {first.address} (all of it) and {second.address} (only ${mask:02X}); carry set if something is pressed.",
        f"carry = byte[{first.address}] != 0 || (byte[{second.address}] & ${mask:02X}) != 0.",
        f"Wake up the screen saver (carry set) at any bit in {first.address}, or at ${mask:02X} in {second.address}.",
    )


def text_speed(draw: Drawer) -> Made:
    setting, delay = draw.variable(8), draw.variable(8)
    slow, normal, fast = sorted(draw.rng.sample(range(1, 30), 3), reverse=True)
    cases = ((0, (Set(delay, Number(slow)),)), (1, (Set(delay, Number(normal)),)))
    return (Switch(Read(setting), cases, (Set(delay, Number(fast)),)),), (
        f"Write a routine that sets the text delay at {delay.address}: {slow} for setting 0, {normal} for 1, {fast} for everything else; the setting is the byte {setting.address}.",
        f"How do I apply an option? {setting.address} = 0: {delay.address} = {slow}; 1: {normal}; other values: {fast}.",
        f"byte[{delay.address}] = byte[{setting.address}] == 0 ? {slow} : byte[{setting.address}] == 1 ? {normal} : {fast}.",
        f"Readers choose slow (0), normal (1) or fast (the rest) at {setting.address}. Frames a letter, {slow}, {normal} or {fast}, belong at {delay.address}.",
    )


def volume_to_steps(draw: Drawer) -> Made:
    volume, bar = draw.variable(8), draw.variable(8)
    shift = draw.one(3, 4, 5)
    most = draw.rng.randrange(3, (256 >> shift))
    value = Binary("min", Shifted(Read(volume), "right", shift), Number(most))
    return (Set(bar, value),), (
        f"Write a routine that shows a volume: the byte {volume.address} divided by {1 << shift} (rounded down), but at most {most}, goes to {bar.address}.",
        f"How do I scale 0..255 ({volume.address}) down to a bar of {most} at {bar.address}? One step for each {1 << shift}, capped.",
        f"byte[{bar.address}] = min(byte[{volume.address}] >> {shift}, {most}).",
        f"My equaliser has {most} lamps. {volume.address} lights one for every {1 << shift}; how many are lit goes to {bar.address}, never more than there are.",
    )


def invert_colors(draw: Drawer) -> Made:
    color = draw.variable(16)
    mask = draw.one(0x7FFF, 0x7FFF, 0x001F, 0x03E0, 0x7C00)
    if mask == 0x7FFF:
        value = Binary("and", Unary("not", Read(color)), Number(mask, 16))
        words = "all 15 bits of the colour are inverted and bit 15 becomes 0"
    else:
        value = Binary("xor", Read(color), Number(mask, 16))
        words = f"the bits ${mask:04X} are inverted, all others stay"
    return (Set(color, value),), (
        f"Write a routine that makes a negative of the colour word at {color.address}: {words}.",
        f"How do I invert a SNES colour ({color.address}, 16 bits)? I mean: {words}.",
        f"word[{color.address}]: {words}.",
        f"The lightning flash turns the picture into its negative. For the word at {color.address} that means: {words}.",
    )


def message_for_item(draw: Drawer) -> Made:
    item, message, base = draw.variable(8), draw.variable(16), draw.rng.randrange(0x20, 0x300)
    none = draw.rng.randrange(0x400)
    value = Chosen(
        Compared("==", Read(item), Number(0)), Number(none, 16), Binary("add", Widened(Read(item)), Number(base, 16))
    )
    return (Set(message, value),), (
        f"Write a routine that chooses the message for an item: number {base} plus the byte {item.address}, or {none} if that byte is 0; as a word to {message.address}.",
        f"How do I map item numbers to texts? Item: {item.address} (byte). 0 -> ${none:04X}; n -> ${base:04X} + n. Word to {message.address}.",
        f"word[{message.address}] = byte[{item.address}] ? ${base:04X} + byte[{item.address}] : ${none:04X}.",
        f"Examining a shelf shows text {base} + item ({item.address}, one byte); an empty shelf (0) shows text {none}. The text number is a word at {message.address}.",
    )


def slower_repeat(draw: Drawer) -> Made:
    held, delay, start = draw.variable(8), draw.variable(8), draw.rng.randrange(4, 40)
    program = (
        If(Compared("==", Read(held), Number(0)), (Set(delay, Number(0)), Stop())),
        Set(delay, Saturating("add", Read(delay), Number(1), start)),
    )
    return program, (
        f"Write a routine that measures how long a button is held: while {held.address} is not 0, {delay.address} goes up by 1, at most to {start}; once {held.address} is 0, it goes back to 0.",
        f"How do I count the frames of holding? Button byte {held.address} (0 = up); counter {delay.address}, reset when up, stopping at {start} (a larger one becomes {start}).",
        f"byte[{delay.address}] = byte[{held.address}] ? min(byte[{delay.address}] + 1, {start}) : 0.",
        f"The sword charges while {held.address} shows something: one more at {delay.address} each frame, full at {start}. Letting go (0) empties it.",
    )


def page_of_entry(draw: Drawer) -> Made:
    entry, page = draw.variable(8), draw.variable(8)
    starts = Table("PageTable", "page", tuple(draw.rng.sample(range(1, 200), 4)))
    index = Binary("and", Shifted(Read(entry), "right", draw.one(2, 3, 4)), Number(3))
    shift = index.left.count if isinstance(index.left, Shifted) else 0
    listed = ", ".join(f"${one:02X}" for one in starts.values)
    return (Set(page, Read(Item(starts, index))),), (
        f"Write a routine that finds the background of a menu entry: bits {shift} and {shift + 1} of {entry.address} as a number from 0 to 3 choose one of {listed}; store it at {page.address}.",
        f"How do I group entries by {1 << shift}? ({entry.address} / {1 << shift}) modulo 4 is the index into {listed}; result to {page.address}.",
        f"byte[{page.address}] = ({listed})[byte[{entry.address}] >> {shift} & 3].",
        f"Every {1 << shift} entries share a frame: {listed}, then again from the first. Entry number: {entry.address}; frame to {page.address}.",
    )


RECIPES = (
    cursor_down,
    cursor_stops,
    steer_by_pad,
    request_sound,
    louder_wins,
    fade,
    toggle_pause,
    confirm_or_cancel,
    may_open,
    any_input,
    text_speed,
    volume_to_steps,
    invert_colors,
    message_for_item,
    slower_repeat,
    page_of_entry,
)
