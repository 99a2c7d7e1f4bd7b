"""Aids for debugging a hack: frame advance, warps, cheats, logs, watches, counters and checks of its own memory."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Chosen,
    Each,
    Either,
    Extreme,
    Here,
    If,
    Number,
    Position,
    Read,
    Set,
    Stop,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    less,
    masked,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def frame_advance(draw: Drawer) -> Made:
    paused, pressed, run = draw.variable(8), draw.variable(8), draw.variable(8)
    toggle, step = draw.one((0x10, 0x20), (0x20, 0x10), (0x40, 0x80))
    program = (
        when(Bits(Read(pressed), toggle, "any"), put(paused, toggled(paused, 1))),
        put(
            run,
            Chosen(Either(Bits(Read(paused), 1, "none"), Bits(Read(pressed), step, "any")), Number(1), Number(0)),
        ),
    )
    return program, (
        f"Write a routine for frame advance: if ${toggle:02X} is set in the pressed buttons {pressed.address}, bit 0 of {paused.address} is toggled. Then {run.address} is 1 if that bit is clear or ${step:02X} is set in {pressed.address}, else 0.",
        f"How do I freeze a game and step it frame by frame? Pressed: byte {pressed.address}, ${toggle:02X} = pause on/off (bit 0 of byte {paused.address}), ${step:02X} = one frame. byte {run.address} = 1 when not paused or stepping, otherwise 0.",
        f"if byte[{pressed.address}] & ${toggle:02X}: byte[{paused.address}] ^= 1; byte[{run.address}] = (!(byte[{paused.address}] & 1) || (byte[{pressed.address}] & ${step:02X})) ? 1 : 0.",
        f"For debugging I stop the world with ${toggle:02X} and let it go on with the same button; {paused.address}, lowest bit, says that it is stopped. While it is, each press of ${step:02X} lets a single frame through. Both arrive in {pressed.address}. The main loop does its work only if it finds 1 (not 0) in {run.address}.",
    )


def walk_through_walls(draw: Drawer) -> Made:
    held, collision, cheat = draw.variable(8), draw.variable(8), draw.variable(8)
    button, bits = draw.one(0x40, 0x10, 0x20), draw.one(0x0F, 0x03, 0x1C)
    program = (
        If(
            Both(Bits(Read(cheat), 0x80, "any"), Bits(Read(held), button, "any")),
            (put(collision, masked(collision, 0xFF - bits)),),
        ),
    )
    return program, (
        f"Write a routine that lets a tester walk through walls: if debug mode is on (bit 7 of {cheat.address}) and ${button:02X} is held ({held.address}), the bits ${bits:02X} of the collision byte {collision.address} are cleared.",
        f"How do I disable collision while a button is held? Needs byte {cheat.address} & $80 and byte {held.address} & ${button:02X}: then byte {collision.address} &= ${0xFF - bits:02X}.",
        f"if (byte[{cheat.address}] & $80) && (byte[{held.address}] & ${button:02X}): byte[{collision.address}] &= ${0xFF - bits:02X}.",
        f"Ghost mode: I hold ${button:02X} (seen in {held.address}) and Link's collision flags {collision.address} lose whatever is in ${bits:02X}. Players must not find it, so it works only with the top bit of {cheat.address} on.",
    )


def refill_cheat(draw: Drawer) -> Made:
    held, health, magic, capacity = (draw.variable(8) for _ in range(4))
    combo, full = draw.one(0x30, 0xC0, 0x60, 0x90), draw.one(0x80, 0x50, 0xA0)
    program = (If(Bits(Read(held), combo, "all"), (put(health, capacity), put(magic, full))),)
    return program, (
        f"Write a routine that heals on a button combination: when all bits of ${combo:02X} are set in {held.address}, the health {health.address} becomes the capacity {capacity.address} and the magic {magic.address} becomes ${full:02X}.",
        f"How do I check that two buttons are held together? (byte {held.address} & ${combo:02X}) == ${combo:02X}: byte {health.address} = byte {capacity.address}, byte {magic.address} = ${full:02X}. One alone does nothing.",
        f"if (byte[{held.address}] & ${combo:02X}) == ${combo:02X}: byte[{health.address}] = byte[{capacity.address}]; byte[{magic.address}] = {full}.",
        f"My testers die too often. Holding both buttons of ${combo:02X} at once ({held.address}) fills them up: hearts ({health.address}) to what they can have ({capacity.address}), magic ({magic.address}) to {full}.",
    )


def log_value(draw: Drawer) -> Made:
    log = draw.array(8, draw.one(8, 16, 32))
    place, value, last = draw.variable(8, below=log.length), draw.variable(8), draw.variable(8)
    program = (
        If(
            check(value, "!=", last),
            (
                put(last, value),
                put(at(log, place), value),
                put(place, masked(plus(place, 1), log.length - 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that logs every change of a byte: if {value.address} differs from {last.address}, it is copied there and into entry {place.address} (0 to {log.length - 1}) of the log, {where(log)}; then the position moves on by 1, from {log.length - 1} back to 0.",
        f"How do I keep a ring of the last {log.length} different values? Watched byte {value.address}, previous byte {last.address}, ring {where(log)}, write index byte {place.address} < {log.length}. Changed: previous = value, ring[index] = value, index = (index + 1) & {log.length - 1}. Unchanged: nothing.",
        f"if byte[{value.address}] != byte[{last.address}]: byte[{last.address}] = byte[{value.address}]; byte[{log.address} + i] = byte[{value.address}]; i = (i + 1) % {log.length}; i = byte[{place.address}].",
        f"Who changes {value.address}? I want its history in memory: {log.length} bytes from {log.address}, filled round and round, the next free one being number {place.address} (never {log.length} or more). {last.address} holds what it was when I last looked; write only when that is no longer true, and bring it up to date.",
    )


def watch_range(draw: Drawer) -> Made:
    value, errors, worst = draw.variable(8), draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(4, 100)
    high = low + draw.rng.randrange(20, 120)
    program = (
        If(Between(Read(value), low, high), (Stop(),)),
        put(worst, value),
        more_up_to(errors, 255),
    )
    return program, (
        f"Write a routine that watches a value: if {value.address} is not from {low} to {high}, it is noted in {worst.address} and the error count {errors.address} goes up by 1, to 255 at most.",
        f"How do I assert a byte's range while testing? Allowed: {low} <= byte {value.address} <= {high}. Outside: byte {worst.address} = the value, byte {errors.address} + 1 (saturating at $FF). Inside: nothing.",
        f"v = byte[{value.address}]; if v < {low} || v > {high}: byte[{worst.address}] = v, byte[{errors.address}] = min(byte[{errors.address}] + 1, 255).",
        f"Something writes nonsense into {value.address}; sane values are ${low:02X} up to and including ${high:02X}. Catch it: keep the last insane one in {worst.address} and count such cases in {errors.address}, which must not roll over.",
    )


def lag_frames(draw: Drawer) -> Made:
    busy, lag, frames = draw.variable(8), draw.variable(16), draw.variable(16)
    program = (
        more(frames),
        when(check(busy, "!=", 0), more_up_to(lag, 9999)),
    )
    return program, (
        f"Write a routine for the NMI that counts lag: the word {frames.address} (all frames) goes up by 1, and if the main loop is still busy ({busy.address} not 0) so does the word {lag.address} (lag frames), up to 9999.",
        f"How do I measure lag frames? In every vertical blank: word {frames.address} + 1 (wraps); busy byte {busy.address} nonzero: word {lag.address} = min(lag + 1, 9999).",
        f"++word[{frames.address}]; if byte[{busy.address}]: word[{lag.address}] = min(word[{lag.address}] + 1, 9999).",
        f"Is my hack too slow? Whenever the picture is over and the game has not finished its frame, which a nonzero {busy.address} betrays, that's one more lost frame for {lag.address} (16 bits, it stays at 9999). Frames of either kind are counted in {frames.address}.",
    )


def warp_by_buttons(draw: Drawer) -> Made:
    pressed, room, warp = draw.variable(8), draw.variable(16), draw.variable(8)
    right, left, go = draw.one((1, 2, 0x80), (2, 1, 0x40), (0x10, 0x20, 0x80))
    last = draw.one(0x127, 0xFF, 0x13F, 0x9F)
    mode = draw.rng.randrange(2, 0x20)
    program = (
        If(
            Both(Bits(Read(pressed), right, "any"), check(room, "<", last)),
            (more(room),),
            (If(Both(Bits(Read(pressed), left, "any"), check(room, "!=", 0)), (less(room),)),),
        ),
        when(Bits(Read(pressed), go, "any"), put(warp, mode)),
    )
    return program, (
        f"Write a routine for a debug warp: ${right:02X} in {pressed.address} raises the room number, the word {room.address}, by 1 if it is below {last}; otherwise (not pressed, or there is no higher room) ${left:02X} lowers it by 1 if it is not 0. Then, if ${go:02X} is set, {warp.address} becomes {mode}.",
        f"How do I select a room with the pad and jump to it? Pressed byte {pressed.address}. Mask ${right:02X} and word {room.address} < {last}: room + 1. Else mask ${left:02X} and room != 0: room - 1. Finally mask ${go:02X}: byte {warp.address} = {mode}.",
        f"p = byte[{pressed.address}], r = word[{room.address}]; if (p & ${right:02X}) && r < {last}: ++r; else if (p & ${left:02X}) && r != 0: --r; if p & ${go:02X}: byte[{warp.address}] = {mode}.",
        f"I look for a bug in one of the rooms 0 to {last}. Button ${right:02X} ({pressed.address}) leafs forward in {room.address} (16 bits); if it can't or isn't pressed, ${left:02X} leafs back, not past 0. Independently of that ${go:02X} orders the journey: {mode} in {warp.address}.",
    )


def freeze_values(draw: Drawer) -> Made:
    values = draw.array(8, draw.one(4, 6, 8))
    wanted = draw.array(8, values.length)
    locked = draw.array(8, values.length)
    program = (Each((values, wanted, locked), (If(check(Here(locked), "!=", 0), (put(Here(values), Here(wanted)),)),)),)
    return program, (
        f"Write a routine that freezes values like a cheat cartridge: for each of the {values.length} bytes from {values.address} whose lock ({where(locked)}) is not 0, write the wanted value ({where(wanted)}) over it.",
        f"How do I hold some of {values.length} bytes at fixed values? Bytes: {where(values)}. Values to hold: {where(wanted)}. Enabled: {where(locked)}, nonzero = hold. Call it once a frame.",
        f"for i < {values.length}: if lock[i]: byte[{values.address} + i] = want[i]; lock: {where(locked)}; want: {where(wanted)}.",
        f"Infinite everything: of the stock at {values.address} ({values.length} bytes) I can pin down each one. {locked.address} ff. say which are pinned (0 = free), {wanted.address} ff. at what. Restore the pinned ones; the free ones go on changing.",
    )


def memory_checked(draw: Drawer) -> Made:
    guard = draw.array(8, draw.one(4, 8, 16))
    pattern, broken, value = draw.rng.randrange(1, 256), draw.variable(8), draw.variable(8)
    none = 0xFF
    program = (
        Set(broken, Position(guard, check(Here(guard), "!=", pattern), none)),
        when(check(broken, "!=", none), put(value, at(guard, Binary("min", Read(broken), Number(guard.length - 1))))),
    )
    return program, (
        f"Write a routine that checks a guard area: the {where(guard)} should all be ${pattern:02X}. The number (from 0) of the first that is not goes to {broken.address}, and its value to {value.address}; if all are right, {broken.address} is $FF and {value.address} stays.",
        f"How do I detect a buffer overrun? Canary: {where(guard)}, filled with ${pattern:02X}. byte {broken.address} = index of the first damaged byte or $FF; when damaged, byte {value.address} = what it holds.",
        f"i = first index with g[i] != ${pattern:02X}, g: {where(guard)}, else $FF; byte[{broken.address}] = i; if i != $FF: byte[{value.address}] = g[i].",
        f"Behind my table I left {guard.length} bytes of ${pattern:02X} ({guard.address}). If somebody has trampled on them I want to know where, as a count from their start in {broken.address}, and with what, in {value.address}. Untouched means $FF in the former; leave the latter be.",
    )


def slowest_task(draw: Drawer) -> Made:
    times = draw.one(draw.slots, draw.records)(8)[0]
    task, peak, time = draw.variable(8), draw.variable(8), Algorithms(draw).own("time")
    program = (
        Set(time, Extreme("max", times)),
        If(check(time, ">", peak), (put(peak, time), Set(task, Extreme("max", times, index=True)))),
    )
    return program, (
        f"Write a routine that remembers the slowest task: if the largest of the {where(times)} (scanlines per task, unsigned) is greater than the record {peak.address}, it becomes the record and its index (from 0; of equals the first) goes to {task.address}.",
        f"How do I track the worst offender in a profiler? Costs: {where(times)}. Maximum > byte {peak.address}: byte {peak.address} = maximum, byte {task.address} = index of it (lowest on ties). Otherwise keep both.",
        f"m = max(t[i]), t: {where(times)}; if m > byte[{peak.address}]: byte[{peak.address}] = m, byte[{task.address}] = first i with t[i] == m.",
        f"{times.length} parts of my frame are timed ({where(times)}). Has one of them taken longer than anything before ({peak.address})? Then that's the new high, and {task.address} names the culprit, counting from 0; of several equally slow ones the one with the smallest number.",
    )


RECIPES = (
    frame_advance,
    walk_through_walls,
    refill_cheat,
    log_value,
    watch_range,
    lag_frames,
    warp_by_buttons,
    freeze_values,
    memory_checked,
    slowest_task,
)
