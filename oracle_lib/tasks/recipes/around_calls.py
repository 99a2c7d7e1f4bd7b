"""Routines around those of the game: called on a change, a press, in turns, with a limit or a price."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Call,
    If,
    Read,
    Shifted,
    Statement,
    Stop,
    Switch,
    Variable,
    While,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    less,
    more,
    plus,
    put,
    size,
    when,
)

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_NAMES = (
    "DrawHud", "LoadRoom", "SpawnDust", "PlayChime", "ReloadPalette", "UpdateFollower", "StartFade", "RebuildList",
    "OpenGate", "GivePrize", "ClearText", "SendTiles",
)  # fmt: skip


def _call(draw: Drawer, target: Variable, change: Statement | None = None) -> Call:
    """A call of one of the game's routines that raises the target by 1, or changes it as told."""
    address = Address(draw.rng.randrange(0x02, 0x1C) << 16 | draw.rng.randrange(0x8000, 0xFF00))
    return Call(draw.one(*_NAMES), target.meaning, address, "rtl", (change or more(target),))


def _manner(draw: Drawer, call: Call) -> str:
    """How the routine is called, in one of several wordings."""
    manner: str = draw.one(
        f"{call.name} ({call.address}) is called with JSL, wants 8-bit A, X and Y, and may change all three",
        f"JSL {call.name}, {call.address}; enter it with A, X, Y of 8 bits, all of them may come back changed",
        f"{call.name} lives at {call.address}, ends with RTL, expects 8-bit registers and keeps none of A, X, Y",
    )
    return manner


def redraw_when_changed(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    shown, now = draw.variable(width), draw.variable(width)
    call = _call(draw, draw.variable(8))
    program = (when(check(now, "!=", shown), put(shown, now), call),)
    manner = _manner(draw, call)
    kind = size(now)
    return program, (
        f"Write a routine that calls {call.name} only when a value has changed: if the {kind} {now.address} differs from the {kind} {shown.address}, copy it there and then make the call. {manner}.",
        f"How do I redraw only on change? Current {kind} {now.address}, last drawn {kind} {shown.address}: different -> last = current, then {call.name}. {manner}.",
        f"if {kind}[{now.address}] != {kind}[{shown.address}]: {kind}[{shown.address}] = {kind}[{now.address}]; {call.name}(). {manner}.",
        f"Drawing the number at {now.address} ({width} bits) takes long, so I remember in {shown.address} what is on the screen and call {call.name} just when the two aren't the same any more - after updating the memory. {manner}.",
    )


def call_every_nth(draw: Drawer) -> Made:
    timer, period = draw.variable(8), draw.rng.randrange(3, 100)
    call = _call(draw, draw.variable(8))
    program = (If(check(timer, "==", 0), (put(timer, period), call), (less(timer),)),)
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name} at intervals: if {timer.address} is 0 it is set to {period} and the call is made, otherwise it falls by 1. {manner}.",
        f"Run {call.name} once per {period + 1} frames? Countdown byte {timer.address}: 0 -> reload {period} + call; else decrement. {manner}.",
        f"t == 0 ? (t = {period}, {call.name}()) : t -= 1; t = byte[{timer.address}]. {manner}.",
        f"{call.name} is too slow for every frame. Let {timer.address} count down, and when it has run out (is found 0) start it again from {period} and do the call. {manner}.",
    )


def guard_then_call(draw: Drawer) -> Made:
    flags, count = draw.variable(8), draw.variable(8)
    mask = draw.one(0x80, 0x40, 1, 2, 4)
    bound = draw.rng.randrange(2, 200)
    call = _call(draw, draw.variable(8))
    program = (
        when(Bits(Read(flags), mask, "any"), Stop()),
        when(check(count, ">=", bound), put(count, 0), call),
        more(count),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that does nothing while mask ${mask:02X} of {flags.address} is set. Otherwise, if {count.address} is {bound} or more, it becomes 0 and {call.name} is called; in either case {count.address} then rises by 1. {manner}.",
        f"Paused (bit ${mask:02X} in {flags.address}): return. Else counter {count.address} >= {bound} -> counter = 0, {call.name}; then counter + 1 always. {manner}. How do I write that?",
        f"if byte[{flags.address}] & ${mask:02X}: return; if byte[{count.address}] >= {bound}: byte[{count.address}] = 0, {call.name}(); byte[{count.address}] += 1. {manner}.",
        f"Each call of mine counts one in {count.address}, unless the game stands still (bit {mask.bit_length() - 1} of {flags.address} on; then leave at once). When the count is found to be {bound} or higher it starts over from 0 and {call.name} has its turn, before the counting. {manner}.",
    )


def call_by_state(draw: Drawer) -> Made:
    state, target = draw.variable(8), draw.variable(8)
    one, two = draw.rng.sample(_NAMES, 2)
    codes = draw.rng.sample(range(0x18), 2)
    first, second = replace(_call(draw, target), name=one), replace(_call(draw, draw.variable(8)), name=two)
    program = (
        Switch(
            Read(state),
            (
                (codes[0], (first, put(state, codes[1]))),
                (codes[1], (second, put(state, codes[0]))),
            ),
            (put(state, codes[0]),),
        ),
    )
    both = f"{one} is at {first.address}, {two} at {second.address}; both end with RTL, are entered with 8-bit A, X and Y and may change all three"
    return program, (
        f"Write a routine that alternates between two of the game's routines: if the byte {state.address} is ${codes[0]:02X}, call {one} and set it to ${codes[1]:02X}; if it is ${codes[1]:02X}, call {two} and set it to ${codes[0]:02X}; any other value just becomes ${codes[0]:02X}. {both}.",
        f"Ping-pong between {one} and {two} by a state byte {state.address}? ${codes[0]:02X}: {one}, then ${codes[1]:02X}. ${codes[1]:02X}: {two}, then ${codes[0]:02X}. Else: ${codes[0]:02X}, no call. {both}.",
        f"switch byte[{state.address}]: ${codes[0]:02X}: {one}(), state = ${codes[1]:02X}; ${codes[1]:02X}: {two}(), state = ${codes[0]:02X}; default: state = ${codes[0]:02X}. {both}.",
        f"In the arena {one} and {two} take turns. {state.address} says whose it is: ${codes[0]:02X} for the former, ${codes[1]:02X} for the latter; do the one and hand over to the other. With rubbish in it, only set it to the former's code. {both}.",
    )


def wrap_and_limit(draw: Drawer) -> Made:
    target = draw.variable(8)
    top = draw.rng.randrange(20, 200)
    step = draw.rng.randrange(2, 30)
    call = _call(draw, target, put(target, plus(target, step)))
    program = (call, when(check(target, ">", top), put(target, top)))
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name}, which changes the byte {target.address}, and afterwards limits that byte to {top}: a greater value (unsigned) becomes {top}. {manner}.",
        f"Patch a cap onto {call.name}: after calling it, {target.address} (byte) must be at most {top}. {manner}. How?",
        f"{call.name}(); byte[{target.address}] = min(byte[{target.address}], {top}). {manner}.",
        f"The original {call.name} adds to {target.address} and cares for no limit. My wrapper does the call first and then cuts the byte off at {top}. {manner}.",
    )


def call_on_new_press(draw: Drawer) -> Made:
    held, before = draw.variable(16), draw.variable(16)
    name, bit = draw.one(
        ("A", 0x80), ("X", 0x40), ("L", 0x20), ("R", 0x10), ("Select", 0x2000), ("Start", 0x1000), ("Y", 0x4000)
    )
    call = _call(draw, draw.variable(8))
    program = (
        when(Both(Bits(Read(held), bit, "any"), Bits(Read(before), bit, "none")), call),
        put(before, held),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name} when {name} has just gone down: its bit ${bit:04X} is set in the pad word {held.address} and clear in last frame's, {before.address}. In any case the pad word is then stored as last frame's. {manner}.",
        f"{call.name} on a fresh press of {name}? Held word {held.address}, previous word {before.address} (update it at the end). {manner}.",
        f"if word[{held.address}] has {name} and word[{before.address}] hasn't: {call.name}(); word[{before.address}] = word[{held.address}]. {manner}.",
        f"Pressing {name} shall trigger {call.name}, holding it shall not. {held.address} has the buttons of this frame, {before.address} those of the one before, both in the hardware's layout; keep the latter up to date every time. {manner}.",
    )


def pay_then_call(draw: Drawer) -> Made:
    purse, price = draw.variable(16), draw.rng.randrange(5, 900)
    call = _call(draw, draw.variable(8))
    refused = draw.variable(8)
    sound = draw.rng.randrange(1, 0x40)
    program = (
        If(
            check(purse, ">=", price),
            (less(purse, price), call),
            (put(refused, sound),),
        ),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that sells a service: if the word {purse.address} is at least {price}, it loses {price} and {call.name} is called; otherwise {refused.address} becomes ${sound:02X}. {manner}.",
        f"Charge {price} (word {purse.address}) and run {call.name}, or play sound ${sound:02X} (byte {refused.address}) if there isn't enough? {manner}.",
        f"word[{purse.address}] >= {price} ? (word[{purse.address}] -= {price}, {call.name}()) : byte[{refused.address}] = ${sound:02X}. {manner}.",
        f"The ferryman wants {price} coins of the 16-bit purse {purse.address}. Who has them pays and gets {call.name}; who hasn't hears ${sound:02X}, requested in {refused.address}, and keeps his money. {manner}.",
    )


def once_per_visit(draw: Drawer) -> Made:
    room, last = draw.variable(16), draw.variable(16)
    wanted = draw.rng.randrange(0x20, 0x128)
    call = _call(draw, draw.variable(8))
    program = (
        when(check(room, ">=", wanted), when(check(last, "<", wanted), call)),
        put(last, room),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name} when the player enters the upper part of the dungeon: if the room word {room.address} is ${wanted:04X} or more and the word {last.address} (the room at the last call) is less, make the call. Then the room is stored as the last one. {manner}.",
        f"Run {call.name} once on crossing into rooms ${wanted:04X} and up? Room word {room.address}, room last frame word {last.address} (update it). {manner}.",
        f"if word[{room.address}] >= ${wanted:04X} > word[{last.address}]: {call.name}(); word[{last.address}] = word[{room.address}]. {manner}.",
        f"The ghost of the rooms from ${wanted:04X} on greets everybody who comes in from below, once, by {call.name}. This is run every frame: {room.address} has the current room (16 bits), {last.address} the one of the frame before, which is mine to maintain. {manner}.",
    )


def double_effect(draw: Drawer) -> Made:
    flags, target = draw.variable(8), draw.variable(8)
    bit = draw.rng.randrange(8)
    call = _call(
        draw,
        target,
        draw.one(
            more(target), put(target, plus(target, 3)), less(target), put(target, Shifted(Read(target), "right", 1))
        ),
    )
    program = (call, when(Bits(Read(flags), 1 << bit, "any"), call))
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name} once, and a second time if bit {bit} of {flags.address} is set (which the call doesn't change). {manner}.",
        f"How do I double what {call.name} does while bit {bit} of byte {flags.address} is on? Call it once or twice. {manner}.",
        f"{call.name}(); if byte[{flags.address}] & ${1 << bit:02X}: {call.name}(). {manner}.",
        f"With the lucky charm (bit {bit} in {flags.address}) everything counts twice: do {call.name}, and with the charm do it again. {manner}.",
    )


def retry_until_done(draw: Drawer) -> Made:
    ready, tries = draw.variable(8, below=4), draw.variable(8)
    call = _call(draw, ready)
    goal = draw.one(4, 5, 6)
    program = (
        put(tries, 0),
        While(check(ready, "<", goal), (call, more(tries))),
        put(ready, 0),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that calls {call.name}, which raises the byte {ready.address} by 1, as often as it takes until that byte is {goal} or more (on entry it is below 4). The number of calls goes to {tries.address}, and then {ready.address} becomes 0. {manner}.",
        f"Loop on a game routine: while byte {ready.address} < {goal} call {call.name} (each call adds 1 to it; entry value 0-3). Count of calls -> {tries.address}; then {ready.address} = 0. {manner}.",
        f"n = 0; while byte[{ready.address}] < {goal}: {call.name}(), n += 1; byte[{tries.address}] = n; byte[{ready.address}] = 0. Entry value below 4. {manner}.",
        f"{call.name} loads one piece per call and counts it in {ready.address}; some of the {goal} pieces, never more than 3, are there already. Load the rest, tell me in {tries.address} how many it were, and set the count back to 0 for the next time. {manner}.",
    )


def first_call_initialises(draw: Drawer) -> Made:
    ready, total = draw.variable(8), draw.variable(16)
    mark = draw.one(0x5A, 0x01, 0x80)
    call = _call(draw, draw.variable(8))
    step = draw.rng.randrange(1, 50)
    program = (
        If(
            Bits(Read(ready), 0x80, "none"),
            (call, put(total, 0), put(ready, 0x80 | mark)),
            (more(total, step),),
        ),
    )
    manner = _manner(draw, call)
    return program, (
        f"Write a routine that sets itself up on its first call: while bit 7 of {ready.address} is clear it calls {call.name}, sets the word {total.address} to 0 and {ready.address} to ${0x80 | mark:02X}. With the bit set it just adds {step} to the word (wrapping). {manner}.",
        f"Lazy initialisation? {ready.address} positive: {call.name}, word {total.address} = 0, {ready.address} = ${0x80 | mark:02X}. Negative: word + {step}. {manner}.",
        f"if !(byte[{ready.address}] & $80): {call.name}(); word[{total.address}] = 0; byte[{ready.address}] = ${0x80 | mark:02X}; else: word[{total.address}] += {step}. {manner}.",
        f"My meter's RAM isn't cleared by the game. So the first time (top bit of {ready.address} off) do {call.name} and start the 16-bit total {total.address} from zero, and note ${0x80 | mark:02X} in {ready.address}; every time after that the total just gains {step}. {manner}.",
    )


RECIPES = (
    redraw_when_changed,
    call_every_nth,
    guard_then_call,
    call_by_state,
    wrap_and_limit,
    call_on_new_press,
    pay_then_call,
    once_per_visit,
    double_effect,
    retry_until_done,
    first_call_initialises,
)
