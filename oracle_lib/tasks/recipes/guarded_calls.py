"""Wrappers and hooks that do something more, or something else, only under a condition, and otherwise go on as before."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Call,
    If,
    Number,
    Read,
    Shifted,
    Statement,
    Stop,
    While,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    ladder,
    mask_of,
    part,
    raised,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    less,
    less_down_to,
    masked,
    more,
    put,
    size,
    toggled,
    when,
)

SUBJECT = "hooks and patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


_NAMES = (
    "MoveHero", "DrawStatus", "LoadTiles", "HurtHero", "PlayEffect", "OpenChest", "SpawnEnemy", "ScrollView",
    "SaveGame", "ShowText", "RunBoss", "FadeScreen", "GiveItem", "ResetRoom",
)  # fmt: skip


def _call(draw: Drawer, change: Statement, meaning: str = "the state") -> Call:
    """A call of one of the game's routines, which makes a change."""
    address = Address(draw.rng.randrange(0x02, 0x1C) << 16 | draw.rng.randrange(0x8000, 0xFF00))
    return Call(draw.one(*_NAMES), meaning, address, "rtl", (change,))


def _how(draw: Drawer, *calls: Call) -> str:
    """How the routines are called."""
    named = " and ".join(f"{call.name} at {call.address}" for call in calls)
    told: str = draw.one(
        f"{named}: JSL, with 8-bit A, X and Y, none of which is kept",
        f"JSL to {named}; 8-bit A/X/Y on entry, all of them may change",
        f"(Call {named} with JSL while A, X and Y are 8 bits wide; none comes back as it was.)",
    )
    return told


def double_harm_in_hard_mode(draw: Drawer) -> Made:
    mode, harm, health = draw.variable(8), draw.variable(8), draw.variable(8)
    m, d = addresses(mode, harm)
    bit = draw.rng.randrange(8)
    call = _call(draw, less_down_to(health, 0, harm), health.meaning)
    doubled = Binary("min", Read(harm), Number(127))
    program = (
        when(Bits(Read(mode), 1 << bit, "any"), put(harm, Shifted(doubled, "left", 1))),
        call,
    )
    how = _how(draw, call)
    return program, (
        f"Write a hook body: if bit {bit} of {m} is set, the damage {d} is doubled first, to at most 254; then {call.name} is called in any case. {how}.",
        f"Hard mode (bit {bit} of {m}): {d} = min({d}, 127) * 2. Then {call.name} as before, whatever the mode. {how}.",
        f"if byte[{m}] & ${1 << bit:02X}: byte[{d}] = min(byte[{d}], 127) * 2; {call.name}(). {how}.",
        f"In the original the damage waits in {d} and {call.name} takes it from the health. I want twice as much when hard mode is on (bit {bit} in {m}), anything over 127 counting as 127. Without hard mode it should run as it always did. {how}.",
    )


def skip_original_when_shielded(draw: Drawer) -> Made:
    shield, lost, sound = draw.variable(8), draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(1, 6)
    mask = 3 << low
    s, e = addresses(shield, sound)
    number = draw.rng.randrange(1, 0x40)
    call = _call(draw, more(lost), lost.meaning)
    program = (If(Bits(Read(shield), mask, "any"), (less(shield, 1 << low), put(sound, number)), (call,)),)
    how = _how(draw, call)
    return program, (
        f"Write a routine to hook in before {call.name}: if the shield, the 2-bit number in {bits_told(low, 2)} of {s}, isn't 0, it loses 1 (other bits kept), {e} becomes ${number:02X}, and {call.name} isn't called; otherwise {call.name} is called and nothing else happens. {how}.",
        f"shield = {bits_told(low, 2)} of {s}; != 0: shield - 1, sound {e} = ${number:02X}, skip the original. == 0: {call.name} and no sound. {how}.",
        f"byte[{s}] & ${mask:02X} ? (byte[{s}] -= ${1 << low:02X}, byte[{e}] = ${number:02X}) : {call.name}(). {how}.",
        f"Each layer of the new shield (0 to 3 of them, counted in {bits_told(low, 2)} of {s}) swallows one hit: take the layer away, ask for sound ${number:02X} in {e} and be done. Only a hero without any layer left gets what hits have always done, {call.name}. {how}.",
    )


def count_then_maybe_once(draw: Drawer) -> Made:
    count, flags, extra = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    c, f = addresses(count, flags)
    bit, wanted = draw.rng.randrange(8), draw.rng.randrange(2, 7)
    call = _call(draw, more(extra), extra.meaning)
    program = (
        more(count),
        when(Both(check(count, ">=", wanted), Bits(Read(flags), 1 << bit, "none")), raised(flags, bit), call),
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that raises {c} (below 8 on entry) by 1 and, if it is then at least {wanted} and bit {bit} of {f} is clear, sets that bit and calls {call.name}. {how}.",
        f"++{c} (was < 8); {c} >= {wanted} and bit {bit} of {f} not yet set -> set it, {call.name} once. {how}.",
        f"byte[{c}] += 1; if byte[{c}] >= {wanted} && !(byte[{f}] & ${1 << bit:02X}): byte[{f}] |= ${1 << bit:02X}, {call.name}(). {how}.",
        f"Every switch that is stepped on counts in {c} (up to 7 before). With {wanted} or more of them {call.name} has to run, but a single time in the whole game, for which bit {bit} of {f} stands; the other bits there are others' business. {how}.",
    )


def one_of_two_by_field(draw: Drawer) -> Made:
    word, one, other = draw.variable(16), draw.variable(8), draw.variable(8)
    w = word.address
    low = draw.rng.randrange(2, 12)
    wanted = draw.rng.randrange(1, 4)
    first = _call(draw, more(one), one.meaning)
    second = replace(_call(draw, more(other), other.meaning), name=draw.one("WarpAway", "ShowMap", "CloseGate"))
    program = (If(check(part(word, low, 2), "==", wanted), (first,), (second,)),)
    how = _how(draw, first, second)
    return program, (
        f"Write a routine that calls {first.name} if the 2-bit field in {bits_told(low, 2)} of the word {w} is {wanted}, and {second.name} if it is anything else - never both. {how}.",
        f"(word {w} >> {low}) & 3 == {wanted} ? {first.name} : {second.name}. {how}.",
        f"call word[{w}] & ${3 << low:04X} == ${wanted << low:04X} ? {first.name} : {second.name}. {how}.",
        f"Two bits of the event word {w}, from bit {low} on, hold one of four states. State {wanted} leads to {first.name}, the other three to {second.name}. Just one of the two may run. {how}.",
    )


def result_capped_after(draw: Drawer) -> Made:
    gold, flags = draw.variable(16), draw.variable(8)
    g, f = addresses(gold, flags)
    gain, limit = draw.rng.randrange(50, 900), draw.rng.randrange(1000, 40000)
    bit = draw.rng.randrange(8)
    call = _call(draw, more(gold, gain), gold.meaning)
    program = (
        call,
        when(Both(Bits(Read(flags), 1 << bit, "none"), check(gold, ">", limit)), put(gold, limit), raised(flags, bit)),
    )
    how = _how(draw, call)
    return program, (
        f"Write a wrapper around {call.name}, which changes the word {g}: call it, and then, if bit {bit} of {f} is clear and the word is above {limit}, set the word to {limit} and that bit to 1. {how}.",
        f"{call.name}, then: bit {bit} of {f} clear && word {g} > {limit} -> {g} = {limit}, set the bit. Nothing otherwise. {how}.",
        f"{call.name}(); if !(byte[{f}] & ${1 << bit:02X}) && word[{g}] > {limit}: word[{g}] = {limit}, byte[{f}] |= ${1 << bit:02X}. {how}.",
        f"{call.name} adds money to {g} (16 bits). The first time it makes more than {limit} I take what's above and remember that it has been done by bit {bit} in {f}; once that is on, the sum may be anything. First the original, then my check. {how}.",
    )


def restore_what_call_changes(draw: Drawer) -> Made:
    value_, lock = draw.variable(draw.one(8, 16)), draw.variable(8)
    v, k = addresses(value_, lock)
    kind = size(value_)
    bit = draw.one(0, 7, 4)
    new = draw.number(value_.width)
    call = _call(draw, put(value_, new), value_.meaning)
    other = draw.variable(8)
    program = (
        If(
            Bits(Read(lock), 1 << bit, "any"),
            (more(other),),
            (call,),
        ),
    )
    how = _how(draw, call)
    o = other.address
    return program, (
        f"Write a routine that protects the {kind} {v} from {call.name}, which overwrites it: while bit {bit} of {k} is set, the call is left out and {o} counts one more instead (wrapping); while it's clear, {call.name} is called as usual. {how}.",
        f"bit {bit} of {k} set: ++{o}, no call. Clear: {call.name}. {how}.",
        f"byte[{k}] & ${1 << bit:02X} ? ++byte[{o}] : {call.name}(). {how}.",
        f"{call.name} ruins {v} ({kind}). With the lock on (bit {bit}, {k}) it must not run at all; I only want to know how often it would have, counted in {o}. With the lock off, run it. {how}.",
    )


def call_with_field_argument(draw: Drawer) -> Made:
    word, argument, log = draw.variable(16), draw.variable(8), draw.variable(8)
    w, a = addresses(word, argument)
    low, bits = draw.one((3, 4), (6, 5), (9, 4), (10, 6))
    call = _call(draw, put(log, argument), log.meaning)
    program = (
        put(argument, part(word, low, bits)),
        when(check(argument, "!=", 0), call),
        put(word, masked(word, 0xFFFF ^ mask_of(low, bits))),
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that serves a request: the {bits}-bit number in {bits_told(low, bits)} of the word {w} is stored at {a}; if it isn't 0, {call.name} is called (which reads {a}); then that field of the word is cleared, its other bits staying. {how}.",
        f"request = {bits_told(low, bits)} of word {w} -> byte {a}; nonzero: {call.name}; finally clear the field only. {how}.",
        f"byte[{a}] = word[{w}] >> {low} & {(1 << bits) - 1}; if byte[{a}]: {call.name}(); word[{w}] &= ${0xFFFF ^ mask_of(low, bits):04X}. {how}.",
        f"Other code leaves the number of an effect in {bits} bits of the mail word {w}, beginning with bit {low}; 0 means no mail. Bring the number (also a 0) to {a}, where {call.name} looks for it, run that if there's mail, and empty the field afterwards. The word's other bits are for other services. {how}.",
    )


def pay_or_borrow(draw: Drawer) -> Made:
    purse, debt, goods = draw.variable(16), draw.variable(16), draw.variable(8)
    p, d = addresses(purse, debt)
    price, limit = draw.rng.randrange(20, 800), draw.rng.randrange(1000, 5000)
    call = _call(draw, more(goods), goods.meaning)
    program = (
        ladder(
            (check(purse, ">=", price), (less(purse, price),)),
            (check(debt, "<", limit), (more(debt, price),)),
            otherwise=(Stop(),),
        ),
        call,
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that sells for {price}: if the purse (word {p}) has as much, it is paid from there; else, if the debt (word {d}) is below {limit}, the debt grows by {price}; else nothing happens at all. After paying or borrowing {call.name} is called. {how}.",
        f"price {price}: purse word {p} >= price -> purse -= price; else debt word {d} < {limit} -> debt += price; else return. Then {call.name}. {how}.",
        f"if p >= {price}: p -= {price}; elif d < {limit}: d += {price}; else: return; {call.name}(); p = word[{p}], d = word[{d}]. {how}.",
        f"The smith ({price} a piece) prefers money: whoever has it in {p} pays. Others may owe it as long as they owe less than {limit} so far ({d}). Those who can do neither leave empty-handed; for the rest {call.name} hands over the ware. Purse and debt are 16 bits. {how}.",
    )


def alternate_only_when_active(draw: Drawer) -> Made:
    status, done = draw.variable(8), draw.variable(8)
    s = status.address
    active, phase = draw.one((7, 0), (6, 5), (0, 1), (3, 4))
    call = _call(draw, more(done), done.meaning)
    program = (
        when(Bits(Read(status), 1 << active, "none"), Stop()),
        put(status, toggled(status, 1 << phase)),
        when(Bits(Read(status), 1 << phase, "any"), call),
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that runs {call.name} every second time while active: if bit {active} of {s} is clear, return. Otherwise invert bit {phase} of {s}, and if it is 1 now, call {call.name}. The other bits stay. {how}.",
        f"{s}: bit {active} = active, bit {phase} = phase. Inactive: nothing. Active: flip the phase; phase now 1 -> {call.name}. {how}.",
        f"if byte[{s}] & ${1 << active:02X}: byte[{s}] ^= ${1 << phase:02X}; if byte[{s}] & ${1 << phase:02X}: {call.name}(). {how}.",
        f"{call.name} should work at half speed, and only while bit {active} in {s} says so. To count to two use bit {phase} of the same byte: turn it over on each active frame and do the work when it has become set. On inactive frames the byte isn't touched. {how}.",
    )


def first_frame_different(draw: Drawer) -> Made:
    none, opened = draw.rng.sample(range(2, 0x20), 2)
    state, a_count, b_count = draw.variable(8), draw.variable(8), draw.variable(8)
    s = state.address
    first = _call(draw, more(a_count), a_count.meaning)
    second = replace(_call(draw, more(b_count), b_count.meaning), name=draw.one("KeepRunning", "NextStep", "StayOpen"))
    program = (
        ladder(
            (check(state, "==", none), (put(state, opened), first)),
            (check(state, "==", opened), (second,)),
        ),
    )
    how = _how(draw, first, second)
    return program, (
        f"Write a routine for a menu's life: state {s}. In state {none} it becomes {opened} and {first.name} is called; in state {opened} {second.name} is called; in others nothing is done. The call of state {opened} doesn't follow in the same frame as the other. {how}.",
        f"{s} = {none}: {s} = {opened}, {first.name}. {opened}: {second.name}. Else nothing. One case per call. {how}.",
        f"s = byte[{s}] at entry; s == {none}: byte[{s}] = {opened}, {first.name}(); s == {opened}: {second.name}(); else skip. {how}.",
        f"{first.name} sets my menu up and {second.name} works it. {s} is {none} when it has just been asked for, {opened} while it is open, anything else when closed. Setting up takes the whole frame, so opening and working must not happen in the same one. {how}.",
    )


def button_extra_in_room(draw: Drawer) -> Made:
    pad, room, warps = draw.variable(16), draw.variable(16), draw.variable(8)
    p, r = addresses(pad, room)
    name, bit = draw.one(("Select", 0x2000), ("L", 0x20), ("R", 0x10), ("X", 0x40))
    low = draw.rng.randrange(0x20, 0x60) * 0x80
    call = _call(draw, more(warps), warps.meaning)
    busy = draw.variable(8)
    b = busy.address
    program = (
        when(
            Bits(Read(pad), bit, "any"),
            If(check(room, ">=", low), (call,), (put(busy, 1),)),
        ),
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that reacts to {name} (bit ${bit:04X} of the pad word {p}): while it is held, {call.name} is called if the room word {r} is ${low:04X} or more, and otherwise {b} becomes 1. If it isn't held, nothing changes. {how}.",
        f"{name} held in word {p}: room word {r} >= ${low:04X} -> {call.name}, else byte {b} = 1. Not held: nothing. {how}.",
        f"if word[{p}] & ${bit:04X}: word[{r}] >= ${low:04X} ? {call.name}() : byte[{b}] = 1. {how}.",
        f"A shortcut on {name}: in the rooms from ${low:04X} on it does {call.name}. Elsewhere it only buzzes, by a 1 in {b}. The buttons held are in {p} (as the hardware has them), the room is the word {r}; without the button my code must do nothing. {how}.",
    )


def limited_number_of_calls(draw: Drawer) -> Made:
    budget, backlog, sent = draw.variable(8, below=6), draw.variable(8, below=6), draw.variable(8)
    b, n = addresses(budget, backlog)
    call = _call(draw, more(sent), sent.meaning)
    program = (
        While(
            Both(check(budget, "!=", 0), check(backlog, "!=", 0)),
            (less(budget), less(backlog), call),
        ),
    )
    how = _how(draw, call)
    return program, (
        f"Write a routine that works off requests: as long as neither the budget {b} nor the backlog {n} (each below 6) is 0, both fall by 1 and {call.name} is called. {how}.",
        f"while {b} && {n}: --{b}, --{n}, {call.name}. Both < 6. {how}.",
        f"while byte[{b}] != 0 and byte[{n}] != 0: decrement both; {call.name}(). Both are at most 5. {how}.",
        f"{n} jobs wait and there is time for {b} this frame, at most five of either. Let {call.name} do one after the other until the jobs or the time run out; what is left of both stays in these bytes. {how}.",
    )


RECIPES = (
    double_harm_in_hard_mode,
    skip_original_when_shielded,
    count_then_maybe_once,
    one_of_two_by_field,
    result_capped_after,
    restore_what_call_changes,
    call_with_field_argument,
    pay_or_borrow,
    alternate_only_when_active,
    first_frame_different,
    button_extra_in_room,
    limited_number_of_calls,
)
