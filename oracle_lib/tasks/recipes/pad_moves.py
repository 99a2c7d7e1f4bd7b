"""What pads are for: steps, turns, buffers, sequences, repeats, analog feelings and pads that stand in for others."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Chosen,
    Either,
    Half,
    If,
    Number,
    Read,
    Report,
    Saturating,
    Shifted,
    Shove,
    Statement,
    Stop,
    Unary,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    joined,
    less,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "joypad"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_BUTTONS = {"B": 15, "Y": 14, "Select": 13, "Start": 12, "A": 7, "X": 6, "L": 5, "R": 4}


def grid_step(draw: Drawer) -> Made:
    pressed, column, row = draw.variable(16), draw.variable(8), draw.variable(8)
    wide, high = draw.one(4, 5, 6, 8), draw.one(3, 4, 6)
    stops = draw.maybe(0.5)
    right = Chosen(check(column, ">=", wide - 1), Number(wide - 1 if stops else 0), plus(column, 1))
    left = Chosen(check(column, "==", 0), Number(0 if stops else wide - 1), minus(column, 1))
    down = Chosen(check(row, ">=", high - 1), Number(high - 1 if stops else 0), plus(row, 1))
    up = Chosen(check(row, "==", 0), Number(0 if stops else high - 1), minus(row, 1))
    program = (
        when(Bits(Read(pressed), 0x0100, "any"), put(column, right)),
        when(Bits(Read(pressed), 0x0200, "any"), put(column, left)),
        when(Bits(Read(pressed), 0x0400, "any"), put(row, down)),
        when(Bits(Read(pressed), 0x0800, "any"), put(row, up)),
    )
    edge = "stays there" if stops else "comes out at the opposite side"
    return program, (
        f"Move a cursor on a {wide} x {high} grid by the newly pressed pad bits in the word {pressed.address}: right ($0100) and left ($0200) change the column {column.address}, down ($0400) and up ($0800) the row {row.address}, one each, handled in this order. Who is at an edge (or past the far one) {edge}.",
        f"Cursor {column.address}/{row.address} (column 0-{wide - 1}, row 0-{high - 1}), new presses word {pressed.address}, standard pad bits, order R, L, D, U; at the border it {edge}; too large a value counts as the last.",
        f"p = word[{pressed.address}]; p & $100: x = x >= {wide - 1} ? {wide - 1 if stops else 0} : x + 1; p & $200: x = x ? x - 1 : {0 if stops else wide - 1}; p & $400: y = y >= {high - 1} ? {high - 1 if stops else 0} : y + 1; p & $800: y = y ? y - 1 : {0 if stops else high - 1}. x {column.address}, y {row.address}.",
        f"My item menu has {wide} columns and {high} rows. Which direction buttons went down this frame is told by {pressed.address} (the pad's word). Move the selection, column in {column.address} and row in {row.address}, by one cell: first right, then left, then down, then up, as many of them as are set. At the border it {edge}; values beyond the last column or row are treated like the last.",
    )


def repeat_directions(draw: Drawer) -> Made:
    held, before, timer, out = draw.variable(16), draw.variable(8, below=16), draw.variable(8), draw.variable(8)
    first, then = draw.rng.randrange(12, 30), draw.rng.randrange(2, 8)
    way = Algorithms(draw).own("directions")
    program = (
        put(way, masked(Half(Read(held), True), 0x0F)),
        put(out, 0),
        If(
            check(way, "!=", before),
            (put(timer, first), put(out, way)),
            (
                If(
                    check(timer, "==", 0),
                    (put(timer, then), put(out, way)),
                    (less(timer),),
                ),
            ),
        ),
        put(before, way),
    )
    return program, (
        f"Auto-repeat for the four directions (bits 8-11 of the held buttons, word {held.address}, taken as a number from 0 to 15): if they differ from those kept in the byte {before.address}, output them to the byte {out.address} and set the timer {timer.address} to {first}. If they are the same and the timer is 0, output them again and set it to {then}; otherwise output 0 and lower the timer by 1. Then keep them.",
        f"d = word[{held.address}] >> 8 & 15; d != old: out = d, t = {first}; else t == 0: out = d, t = {then}; else out = 0, --t; old = d. out {out.address}, old {before.address} (< 16), t {timer.address}, bytes.",
        f"Key repeat, D-pad only: delay {first}, rate {then}, held {held.address}, last directions {before.address}, timer {timer.address}, result byte {out.address} (the four direction bits as 0-15, 0 = nothing this frame).",
        f"Scrolling through a long list by holding the cross: a change of direction (compared with {before.address}, where I store the direction bits of the call before) counts at once and starts the timer {timer.address} at {first}; while the cross stays as it is, the timer runs down, and each time it is found at 0 the direction counts again and the timer restarts at {then}. Held buttons are in {held.address} (two bytes), the directions are the low four bits of the upper one, and as such a nibble I keep them. What counts this time, that nibble or 0, belongs in the byte {out.address}.",
    )


def press_in_buffer(draw: Drawer) -> Made:
    history = draw.array(8, draw.one(4, 6, 8))
    pressed, code = draw.variable(16), Algorithms(draw).own("code")
    names = draw.rng.sample(sorted(_BUTTONS), 3)
    parts: list[Statement] = [
        when(Bits(Read(pressed), 1 << _BUTTONS[name], "any"), put(code, n + 1)) for n, name in enumerate(names)
    ]
    program = (
        put(code, 0),
        *parts,
        when(check(code, "!=", 0), Shove(history, up=True, value=Read(code))),
    )
    told = ", ".join(f"{n + 1} for {name}" for n, name in enumerate(names))
    bits = ", ".join(f"${1 << _BUTTONS[name]:04X} -> {n + 1}" for n, name in enumerate(names))
    return program, (
        f"Record presses: the new buttons (word {pressed.address}, pad layout) give a code, {told}, the last named winning if several are down. If there is one, push it to the front of the {history.length} bytes at {history.address}: all move back by one, the oldest is lost. No code: nothing happens.",
        f"Input history {history.address} ({history.length} bytes, newest first): new bits of {pressed.address}: {bits} (later ones override); code 0 isn't recorded.",
        f"c = 0; for (bit, code) in [{bits}]: if word[{pressed.address}] & bit: c = code; if c: h = [c] + h[:-1]; h = {history.length} bytes {history.address}.",
        f"For special moves I remember the last {history.length} presses at {history.address}, the latest in front. Only three buttons matter: {told}. Look at what was pressed just now ({pressed.address}); with two of them at once the one with the higher code is taken. Shift the memory and put the code in front, or leave it in peace if none of the three was pressed.",
    )


def newest_of_opposites(draw: Drawer) -> Made:
    held, before, last = draw.variable(16), draw.variable(16), draw.variable(16)
    vertical = draw.maybe(0.5)
    one, two = (0x0800, 0x0400) if vertical else (0x0200, 0x0100)
    both = one | two
    fresh = Algorithms(draw).own("fresh", 16)
    program = (
        put(fresh, masked(masked(held, Unary("not", Read(before))), both)),
        put(before, held),
        when(Either(check(fresh, "==", one), check(fresh, "==", two)), put(last, fresh)),
        when(
            check(masked(held, both), "==", both),
            put(held, joined(masked(held, 0xFFFF - both), masked(last, both))),
        ),
    )
    names = "up and down" if vertical else "left and right"
    return program, (
        f"When {names} are held together in the word {held.address}, only the newer one shall remain. New among the two bits (${one:04X}, ${two:04X}) is what is held now but was not in the word {before.address}, which then takes the held word. If exactly one of them is new, {last.address} becomes its bit. Then, if both are held, replace them by those of the two bits that are set in {last.address}.",
        f"f = h & ~b & ${both:04X}; b = h; if f is ${one:04X} or ${two:04X}: l = f; if (h & ${both:04X}) == ${both:04X}: h = h & ${0xFFFF - both:04X} | l & ${both:04X}. h {held.address}, b {before.address}, l {last.address}, words.",
        f"SOCD, last input wins, {names}: held {held.address} (corrected in place), previous raw held {before.address} (updated first), latest of the two {last.address} (kept unless exactly one is newly pressed).",
        f"A worn pad can report {names} at once, and keyboards do so all the time. I want the one pressed later to win. {before.address} holds the buttons of the call before as they came; remember this call's there. {last.address} keeps the bit (${one:04X} or ${two:04X}) that went down last, changed only when one alone went down. If both are held in {held.address}, clear the two and put back what {last.address} has of them.",
    )


def steps_by_speed_and_pad(draw: Drawer) -> Made:
    held, x, y = draw.variable(16), draw.variable(16), draw.variable(16)
    button = draw.one(*_BUTTONS)
    walk, run = draw.one((1, 2), (2, 4), (1, 3), (2, 3))
    speed = Algorithms(draw).own("speed", 16)
    program = (
        put(speed, walk),
        when(Bits(Read(held), 1 << _BUTTONS[button], "any"), put(speed, run)),
        when(Bits(Read(held), 0x0100, "any"), more(x, speed)),
        when(Bits(Read(held), 0x0200, "any"), less(x, speed)),
        when(Bits(Read(held), 0x0400, "any"), more(y, speed)),
        when(Bits(Read(held), 0x0800, "any"), less(y, speed)),
    )
    return program, (
        f"Walk by the held pad word {held.address}: right adds to the word {x.address}, left subtracts, down adds to the word {y.address}, up subtracts; {walk} pixels each, {run} while {button} is held. Positions wrap.",
        f"Free movement: pad {held.address}, x {x.address}, y {y.address} (words), {walk} px, with {button} {run} px; all held directions apply.",
        f"s = {button} held ? {run} : {walk}; x += s * (right - left); y += s * (down - up), 16 bits; pad word {held.address} (BYsS udlr AXLR), x {x.address}, y {y.address}.",
        f"Bring the hero to life: his position is {x.address} (across) and {y.address} (down), 16 bits each, and the buttons he is steered with are in {held.address}, as read from $4218. The cross moves him {walk} pixel(s) a frame; holding {button} makes that {run}. Opposite directions cancel out, diagonals just do both.",
    )


def turn_with_delay(draw: Drawer) -> Made:
    held, facing, turn = draw.variable(16), draw.variable(8, below=4), draw.variable(8)
    span = draw.rng.randrange(2, 10)
    wanted = Algorithms(draw).own("wanted")
    program = (
        put(wanted, facing),
        when(Bits(Read(held), 0x0800, "any"), put(wanted, 0)),
        when(Bits(Read(held), 0x0400, "any"), put(wanted, 1)),
        when(Bits(Read(held), 0x0200, "any"), put(wanted, 2)),
        when(Bits(Read(held), 0x0100, "any"), put(wanted, 3)),
        If(
            check(wanted, "==", facing),
            (put(turn, 0),),
            (
                more(turn),
                when(check(turn, ">=", span), put(facing, wanted), put(turn, 0)),
            ),
        ),
    )
    return program, (
        f"Let a slow character turn: the wanted facing is 0 for up, 1 down, 2 left, 3 right by the held pad word {held.address}, the later in this list winning, or the present one (byte {facing.address}, 0-3) if no direction is held. If it is the present one, {turn.address} becomes 0. Otherwise {turn.address} rises by 1, and once it is at least {span} the facing changes and {turn.address} becomes 0.",
        f"w = right ? 3 : left ? 2 : down ? 1 : up ? 0 : f; w == f: t = 0; else if ++t >= {span}: f = w, t = 0. Pad {held.address}, f {facing.address} < 4, t {turn.address} (byte).",
        f"Delayed turning: facing {facing.address} (0 up, 1 down, 2 left, 3 right), pad word {held.address}, priority right, left, down, up; needs {span} calls of another direction, counted in {turn.address}.",
        f"A golem doesn't turn at once. Which way he looks is in {facing.address} (0 up, 1 down, 2 left, 3 right). If the cross in {held.address} asks for another way (right before left before down before up when several are held), count in {turn.address}; when the count gets to {span} he turns and it starts over. No direction, or the one he has, clears the count.",
    )


def pads_alternate(draw: Drawer) -> Made:
    one, two, turn, out = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16)
    name = draw.one("Start", "Select")
    bit = 1 << _BUTTONS[name]
    pressed = draw.variable(16)
    program = (
        when(
            Bits(Read(pressed), bit, "any"),
            put(turn, toggled(turn, 1)),
        ),
        If(
            Bits(Read(turn), 1, "any"),
            (put(out, two),),
            (put(out, one),),
        ),
        put(out, masked(out, 0xFFFF - bit)),
    )
    return program, (
        f"Hand the game to the other player: if {name} is among the new presses (word {pressed.address}), toggle bit 0 of {turn.address}. Then store the pad of the player on turn, word {one.address} if that bit is clear, {two.address} if set, at {out.address}, without the bit of {name}.",
        f"p & ${bit:04X}: {turn.address} ^= 1; word[{out.address}] = ({turn.address} & 1 ? word[{two.address}] : word[{one.address}]) & ${0xFFFF - bit:04X}; p = word[{pressed.address}].",
        f"Hot seat: {name} (in new presses {pressed.address}) flips bit 0 of {turn.address}; pad 1 {one.address} or pad 2 {two.address} (bit set) -> {out.address}, {name} masked out.",
        f"Two friends share one hero, each with a pad ({one.address} and {two.address}). {turn.address} says by its lowest bit who steers, 0 the first. When {name} is newly pressed ({pressed.address}), the other takes over. Put the buttons of whoever steers now into {out.address}; {name} itself must not reach the game, so clear it there.",
    )


def mash_to_break_free(draw: Drawer) -> Made:
    held, before, grip = draw.variable(16), draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    fresh = own("fresh", 16)
    count = own("count")
    program = (
        put(fresh, masked(masked(held, Unary("not", Read(before))), 0xFFF0)),
        put(before, held),
        put(count, 0),
        While(
            check(fresh, "!=", 0),
            (
                when(Bits(Read(fresh), 0x8000, "any"), more(count)),
                put(fresh, Shifted(Read(fresh), "left", 1)),
            ),
        ),
        put(grip, Saturating("subtract", Read(grip), Read(count), 0)),
        Report(check(grip, "==", 0)),
    )
    return program, (
        f"Loosen a grip: count the buttons (bits 4-15) of the held word {held.address} that were not set in the word {before.address}, then copy the held word there. The count is taken from the byte {grip.address}, at least 0 remaining. Carry set when the grip is 0.",
        f"g = max(g - popcount(h & ~b & $FFF0), 0); b = h; C = g == 0. h word {held.address}, b word {before.address}, g byte {grip.address}.",
        f"Mash meter: every button newly down ({held.address} against {before.address}, low four bits don't count, {before.address} updated) lowers {grip.address} by one, floor 0; carry = free.",
        f"The monster holds the hero with a strength of {grip.address}. Each button that goes down, directions included, costs it one point, several at once several points. Held buttons are in {held.address}, those of the frame before in {before.address} (bring that up to date); the four lowest bits aren't buttons. Don't go below 0; when nothing of the grip is left, return with the carry set.",
    )


def select_chord_table(draw: Drawer) -> Made:
    held, pressed, action = draw.variable(16), draw.variable(16), draw.variable(8)
    names = draw.rng.sample([name for name in sorted(_BUTTONS) if name not in ("Select",)], 3)
    codes = draw.rng.sample(range(1, 40), 3)
    program: tuple[Statement, ...] = (
        put(action, 0),
        when(Bits(Read(held), 0x2000, "none"), Stop()),
        *(
            when(Bits(Read(pressed), 1 << _BUTTONS[name], "any"), put(action, code), Stop())
            for name, code in zip(names[:2], codes[:2], strict=True)
        ),
        when(Bits(Read(pressed), 1 << _BUTTONS[names[2]], "any"), put(action, codes[2])),
    )
    told = ", ".join(f"{name}: {code}" for name, code in zip(names, codes, strict=True))
    return program, (
        f"Shortcuts: while Select is held (word {held.address}), a new press (word {pressed.address}) of {names[0]} gives action {codes[0]}, of {names[1]} {codes[1]}, of {names[2]} {codes[2]}, the first of these that is pressed; store it at {action.address}. Otherwise store 0.",
        f"Select held in {held.address}? first newly pressed ({pressed.address}) of {told} -> {action.address}; else 0.",
        f"byte[{action.address}] = h & $2000 ? first code whose button is in p ({told}) : 0; h = word[{held.address}], p = word[{pressed.address}].",
        f"Practice hacks hang their functions on Select. With it down in {held.address}, see which button is fresh in {pressed.address} and note the function's number at {action.address}: {told}. They are looked at in that order and the first one found counts; no Select or none of the three, and the number is 0.",
    )


def charge_by_frames(draw: Drawer) -> Made:
    held, charge, level, shot = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    name = draw.one(*_BUTTONS)
    one, two = draw.one((16, 48), (20, 60), (30, 90))
    program = (
        put(shot, 0),
        If(
            Bits(Read(held), 1 << _BUTTONS[name], "any"),
            (more_up_to(charge, two),),
            (
                put(shot, level),
                put(charge, 0),
            ),
        ),
        put(level, 0),
        when(check(charge, ">", 0), put(level, 1)),
        when(check(charge, ">=", one), put(level, 2)),
        when(check(charge, ">=", two), put(level, 3)),
    )
    return program, (
        f"Charge shot on {name} (held pad word {held.address}): while held, {charge.address} rises by 1 up to {two} and {shot.address} is 0. Not held: {shot.address} gets the level {level.address} as it is, and the charge becomes 0. Finally set the level by the charge: 0 for 0, 1 below {one}, 2 below {two}, 3 from {two}.",
        f"{name} held: c = min(c + 1, {two}), shot = 0; else shot = level, c = 0. level = c >= {two} ? 3 : c >= {one} ? 2 : c > 0. Pad {held.address}; c {charge.address}, level {level.address}, shot {shot.address} (bytes).",
        f"Hold {name} to charge ({charge.address}, max {two}), release to fire the old level ({level.address} -> {shot.address}); levels: 1 at once, 2 at {one}, 3 at {two}; pad word {held.address}; {shot.address} is 0 while charging.",
        f"My blaster has three strengths. Every call with {name} down in {held.address} charges {charge.address} by one until {two}. A call with it up fires: {shot.address} takes over the strength reached, {level.address} (0: nothing was charged), and the charge is gone; while charging {shot.address} is zero. At the end bring {level.address} up to date: 1 for any charge, 2 from {one} on, 3 at {two}, else 0.",
    )


RECIPES = (
    grid_step,
    repeat_directions,
    press_in_buffer,
    newest_of_opposites,
    steps_by_speed_and_pad,
    turn_with_delay,
    pads_alternate,
    mash_to_break_free,
    select_chord_table,
    charge_by_frames,
)
