"""Rooms and worlds: doors, keys, puzzles, switches, water, day and night, maps, teleports and exits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Each,
    Either,
    Fill,
    Fold,
    Here,
    If,
    Item,
    Number,
    Read,
    Report,
    Set,
    Shifted,
    Some,
    Stop,
    Swap,
    Switch,
    Table,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, listed, more, more_up_to, put, size, where

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def unlock_door(draw: Drawer) -> Made:
    keys, doors = draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    locked = Both(Bits(Read(doors), mask, "none"), check(keys, "!=", 0))
    program = (If(locked, (less(keys), put(doors, Binary("or", Read(doors), Number(mask))))),)
    return program, (
        f"Write a routine that unlocks a door with a key: if mask ${mask:02X} of the door byte {doors.address} is clear and the key count {keys.address} is not 0, take one key and set the mask.",
        f"How do I spend a small key on a locked door? Keys: byte {keys.address}. The door is open once ${mask:02X} is set in {doors.address}. An open door costs nothing, and without a key it stays shut.",
        f"if !(byte[{doors.address}] & ${mask:02X}) && byte[{keys.address}]: byte[{keys.address}] -= 1, byte[{doors.address}] |= ${mask:02X}.",
        f"Link pushes against the door whose bit is ${mask:02X} at {doors.address}. Still locked and at least one key on his ring ({keys.address})? Then a key is gone and the door is marked open for good.",
    )


def dungeon_keys(draw: Drawer) -> Made:
    keys = draw.array(8, draw.one(8, 10, 12, 13))
    dungeon, limit = draw.variable(8, below=keys.length), draw.one(9, 9, 5, 99)
    return (more_up_to(Item(keys, Read(dungeon)), limit),), (
        f"Write a routine that gives a small key for the current dungeon: its number is the byte {dungeon.address} (0 to {keys.length - 1}), the key counts are {where(keys)}; raise that count by 1, to {limit} at most.",
        f"How do I keep keys per dungeon? One counter each, {where(keys)}, index in {dungeon.address} (below {keys.length}). Add a key there; {limit} is the maximum.",
        f"k = byte[{keys.address} + byte[{dungeon.address}]]; k = min(k + 1, {limit}). Index < {keys.length}.",
        f"A chest in dungeon number {dungeon.address} holds a key. Keys do not work elsewhere, so I have {where(keys)}, one for each dungeon. Put one more into the right one, {limit} fit.",
    )


def right_order(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    pressed, progress, solved = draw.variable(8), draw.variable(8, below=count), draw.variable(8)
    order = Table("OrderTable", "button", tuple(draw.rng.randrange(1, 6) for _ in range(count)))
    done = draw.rng.randrange(1, 256)
    program = (
        If(check(pressed, "!=", Read(Item(order, Read(progress)))), (put(progress, 0), Stop())),
        If(
            check(progress, "==", count - 1),
            (put(progress, 0), put(solved, done)),
            (more(progress),),
        ),
    )
    shown = ", ".join(map(str, order.values))
    return program, (
        f"Write a routine for a button puzzle with the order {shown}: the byte {pressed.address} is the button just pressed, {progress.address} how many were right so far (0 to {count - 1}). A wrong one resets that to 0; a right one adds 1, but the last one stores ${done:02X} at {solved.address} and resets it too.",
        f"How do I check a sequence of {count} switches? Wanted: {shown}. Pressed now: {pressed.address}. Progress: {progress.address}, below {count}. Mismatch: progress 0, nothing else. Match: progress + 1, or on the final step {solved.address} = ${done:02X} and progress 0.",
        f"if byte[{pressed.address}] != [{shown}][p]: p = 0; else if p == {count - 1}: p = 0, byte[{solved.address}] = ${done:02X}; else ++p. p = byte[{progress.address}] < {count}.",
        f"The organ must be played {shown}. I call you with each key ({pressed.address}). Where the player is in the tune stands in {progress.address}, from 0, never {count} or more. One false note and he begins again; after the whole tune (progress goes back to 0) ${done:02X} is written to {solved.address}.",
    )


def switches_open_doors(draw: Drawer) -> Made:
    switches, doors = draw.array(8, draw.one(3, 4, 5, 6)), draw.array(8, draw.one(3, 4, 8))
    value = draw.rng.randrange(1, 256)
    down = Some(switches, check(Here(switches), "!=", 0), all=True)
    return (If(down, (Fill(doors, Number(value)),)),), (
        f"Write a routine that opens all doors of a room when every switch is pressed: if none of the {where(switches)} is 0, store ${value:02X} in each of the {where(doors)}.",
        f"How do I tie {doors.length} doors to {switches.length} switches? Switches: {where(switches)}, 0 = up. As soon as all are down: doors, {where(doors)}, = ${value:02X}. One up: doors unchanged.",
        f"if all(s[i] != 0): d[0..{doors.length - 1}] = ${value:02X}; s: {where(switches)}; d: {where(doors)}.",
        f"{switches.length} blocks have to stand on {switches.length} plates ({where(switches)}; an empty plate is 0). When no plate is empty, all {doors.length} shutters, {where(doors)}, go to ${value:02X}.",
    )


def lights_out(draw: Drawer) -> Made:
    cells = 8
    lamps, chosen = draw.variable(8), draw.variable(8, below=cells)
    masks = tuple((7 << n >> 1) & 0xFF for n in range(cells))
    table = Table("NeighbourMaskTable", "mask", masks)
    flip = put(lamps, Binary("xor", Read(lamps), Read(Item(table, Read(chosen)))))
    return (flip,), (
        f"Write a routine for a lights-out row of 8 lamps, the bits of {lamps.address}: stepping on lamp number {chosen.address} (0 to 7) toggles its bit and those of its neighbours (one higher and one lower, where they exist).",
        f"How do I flip a lamp with its two neighbours? Lamps: bits 0-7 of the byte {lamps.address}. Index n: byte {chosen.address}, below 8. Toggle bits n - 1, n, n + 1; beyond the ends there is nothing and nothing wraps round.",
        f"byte[{lamps.address}] ^= [{listed(table)}][byte[{chosen.address}]]. Index < 8.",
        f"Torch puzzle: eight torches side by side, one bit each in {lamps.address}. Whoever touches torch {chosen.address} (0..7) changes that one and the torches next to it from lit to dark or the other way; the first and last have one neighbour only.",
    )


def torches_lit(draw: Drawer) -> Made:
    timers = draw.array(8, draw.one(4, 4, 6, 8))
    door, value = draw.variable(8), draw.one(1, 0x80, 0xFF)
    program = (
        Each((timers,), (If(check(Here(timers), "!=", 0), (less(Here(timers)),)),)),
        If(
            Some(timers, check(Here(timers), "!=", 0), all=True),
            (put(door, value),),
            (put(door, 0),),
        ),
    )
    return program, (
        f"Write a routine for torches that burn down: lower each of the {where(timers)} by 1 unless it is 0. Then {door.address} becomes ${value:02X} if all of them still burn (are not 0), and 0 if one is out.",
        f"How do I open a door only while all {timers.length} torches are lit? Burning times: {where(timers)}. Each call costs one frame (0 stays 0); afterwards byte {door.address} = ${value:02X} when every time is nonzero, else 0.",
        f"t[i] = max(t[i] - 1, 0) for {where(timers)}; byte[{door.address}] = all(t[i] > 0) ? ${value:02X} : 0.",
        f"Light every torch before the first goes dark! {timers.length} clocks ({where(timers)}) run towards zero and stop there; after this frame's tick the gate {door.address} is ${value:02X} with all of them running, otherwise 0.",
    )


def water_rises(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    level, goal, step = draw.variable(width), draw.variable(width), draw.rng.randrange(2, 8)
    close = Compared("<", Binary("distance", Read(level), Read(goal)), Number(step, width))
    moved = draw.variable(8)
    program = (
        If(
            close,
            (put(level, Read(goal)), put(moved, 0)),
            (
                If(check(level, "<", Read(goal)), (more(level, step),), (less(level, step),)),
                put(moved, 1),
            ),
        ),
    )
    return program, (
        f"Write a routine that moves the water: the level {level.address} goes by {step} towards the wanted level {goal.address} ({size(level)}s, unsigned); if they are less than {step} apart it becomes equal. The byte {moved.address} is 1 while it flows and 0 in a call that makes it equal.",
        f"How do I flood or drain a room gradually? Level {level.address}, target {goal.address}, {width} bits, {step} units a frame in the right direction. Difference below {step}: level = target and flag {moved.address} = 0; otherwise flag = 1.",
        f"if |{level.address} - {goal.address}| < {step}: {level.address} = {goal.address}, byte[{moved.address}] = 0; else {level.address} += {level.address} < {goal.address} ? {step} : -{step}, byte[{moved.address}] = 1. ({size(level)}s)",
        f"After the lever is pulled the pool seeks the height {goal.address}. Its surface, {level.address} ({width} bits), climbs or sinks {step} pixels each time, a shorter rest at once. I play the gurgling while {moved.address} is 1 and stop it at 0.",
    )


def time_of_day(draw: Drawer) -> Made:
    minutes, hour, night = draw.variable(8, below=60), draw.variable(8, below=24), draw.variable(8)
    morning, evening = draw.rng.randrange(4, 9), draw.rng.randrange(17, 23)
    program = (
        more(minutes),
        If(
            check(minutes, ">=", 60),
            (
                put(minutes, 0),
                more(hour),
                If(check(hour, ">=", 24), (put(hour, 0),)),
            ),
        ),
        put(night, Chosen(Between(Read(hour), morning, evening - 1), Number(0), Number(1))),
    )
    return program, (
        f"Write a routine that runs the clock of a world: minute {minutes.address} (0 to 59) + 1; at 60 it is 0 again and the hour {hour.address} (0 to 23) + 1, which at 24 is 0 again. Then {night.address} is 0 by day, from {morning}:00 to before {evening}:00, and 1 by night. Bytes.",
        f"How do I make day and night? Minutes in {minutes.address} (0-59), hours in {hour.address} (0-23), night flag {night.address}. Advance one minute with carry into the hours (60 minutes and 24 hours become 0), then flag = 0 for hours {morning} to {evening - 1}, else 1.",
        f"if ++m >= 60: m = 0, if ++h >= 24: h = 0; byte[{night.address}] = ({morning} <= h < {evening}) ? 0 : 1; m = byte[{minutes.address}], h = byte[{hour.address}]; m < 60 and h < 24 on entry.",
        f"Each call is a minute in Hyrule. {minutes.address} counts them from 0 to 59, {hour.address} the hours from 0 to 23, as a clock does. The gates are shut (1 in {night.address}) unless the hour is at least {morning} and under {evening}; then they are open (0).",
    )


def light_by_hour(draw: Drawer) -> Made:
    hour, light = draw.variable(8, below=24), draw.variable(8)
    dawn, noon, dusk, dark = draw.rng.randrange(4, 7), draw.rng.randrange(9, 12), draw.rng.randrange(17, 20), 22
    levels = draw.rng.sample(range(1, 16), 4)
    value = Chosen(
        check(hour, "<", dawn),
        Number(levels[3]),
        Chosen(
            check(hour, "<", noon),
            Number(levels[0]),
            Chosen(
                check(hour, "<", dusk),
                Number(levels[1]),
                Chosen(check(hour, "<", dark), Number(levels[2]), Number(levels[3])),
            ),
        ),
    )
    return (put(light, value),), (
        f"Write a routine that sets the brightness by the hour {hour.address} (0 to 23): {levels[0]} from {dawn} on, {levels[1]} from {noon}, {levels[2]} from {dusk}, {levels[3]} from {dark} and through the night until {dawn}. Store it at {light.address}.",
        f"How do I pick a light level for the time of day? Hour byte {hour.address}, below 24. Before {dawn}: {levels[3]}; before {noon}: {levels[0]}; before {dusk}: {levels[1]}; before {dark}: {levels[2]}; after that {levels[3]} again. Result byte {light.address}.",
        f"h = byte[{hour.address}] < 24; byte[{light.address}] = h < {dawn} ? {levels[3]} : h < {noon} ? {levels[0]} : h < {dusk} ? {levels[1]} : h < {dark} ? {levels[2]} : {levels[3]}.",
        f"The lamps of Kakariko: morning ({dawn} to {noon - 1}) {levels[0]}, day ({noon} to {dusk - 1}) {levels[1]}, evening ({dusk} to {dark - 1}) {levels[2]}, all other hours {levels[3]}. It is now {hour.address} o'clock, 0..23; the lamps obey {light.address}.",
    )


def mark_visited(draw: Drawer) -> Made:
    rows = draw.array(8, 8)
    row, column = draw.variable(8, below=8), draw.variable(8, below=8)
    down = draw.maybe(0.5)
    table = Table("ColumnMaskTable", "mask", tuple(0x80 >> n if down else 1 << n for n in range(8)))
    place = Item(rows, Read(row))
    seen = put(place, Binary("or", Read(place), Read(Item(table, Read(column)))))
    side = "column 0 is bit 7" if down else "column 0 is bit 0"
    return (seen,), (
        f"Write a routine that marks a map cell as visited: the map has 8 rows, one byte each from {rows.address}, and 8 columns, one bit each ({side}). Row {row.address} and column {column.address} are bytes from 0 to 7.",
        f"How do I remember where the player has been on an 8x8 map? Bitmap {rows.address}..{rows.address + 7}, a byte a row, {side}. Set the bit of row byte[{row.address}], column byte[{column.address}] (both < 8).",
        f"byte[{rows.address} + byte[{row.address}]] |= [{listed(table)}][byte[{column.address}]]; both indices < 8.",
        f"The automap fills in as Link explores. Eight bytes at {rows.address} are the floors' rows, and in each {side}, the other end is column 7. Cross off the room at row {row.address}, column {column.address} (0-7 each); rooms seen before remain.",
    )


def was_visited(draw: Drawer) -> Made:
    rows = draw.array(8, 8)
    row, column = draw.variable(8, below=8), draw.variable(8, below=8)
    table = Table("ColumnMaskTable", "mask", tuple(1 << n for n in range(8)))
    found = Binary("and", Read(Item(rows, Read(row))), Read(Item(table, Read(column))))
    return (Report(Compared("!=", found, Number(0))),), (
        f"Write a routine that asks whether a map cell was visited: carry set if bit {column.address} (0 to 7) of row byte {row.address} (0 to 7) is set in the 8-byte bitmap at {rows.address}; else clear.",
        f"How do I look up a room in the explored map? Rows: 8 bytes from {rows.address}; row number {row.address}, column = bit number {column.address}, both below 8. Explored: carry set. Unexplored: carry clear.",
        f"carry = (byte[{rows.address} + byte[{row.address}]] >> byte[{column.address}]) & 1; both < 8.",
        f"My map screen draws only known rooms. {rows.address} holds eight rows of eight bits, bit 0 the first column. With row in {row.address} and column in {column.address}, neither over 7, say by the carry whether the room is known (set).",
    )


def use_teleport(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    pad, x, y = draw.variable(8, below=count), draw.variable(16), draw.variable(16)
    xs, ys = (
        Table(name, "position", tuple(draw.rng.randrange(16, 4096) & 0xFFF8 for _ in range(count)), 16)
        for name in ("WarpXTable", "WarpYTable")
    )
    spots = ", ".join(f"({a}, {b})" for a, b in zip(xs.values, ys.values, strict=True))
    program = (put(x, Read(Item(xs, Read(pad)))), put(y, Read(Item(ys, Read(pad)))))
    return program, (
        f"Write a routine that teleports the player: pad number {pad.address} (byte, 0 to {count - 1}) leads to the x, y of {spots}, in this order; x goes to the word {x.address}, y to the word {y.address}.",
        f"How do I warp to one of {count} places? Places (x, y): {spots}. Which: byte {pad.address}, below {count}. Write 16-bit coordinates to {x.address} (x) and {y.address} (y).",
        f"(word[{x.address}], word[{y.address}]) = [{spots}][byte[{pad.address}]]; index < {count}.",
        f"The flute bird sets Link down at perch {pad.address} of {count}: {spots}. Bring his position up to date, {x.address} across and {y.address} down, two bytes each. The perch number is always valid, from 0.",
    )


def leave_by_edge(draw: Drawer) -> Made:
    x, room = draw.variable(8), draw.variable(8)
    low, high = draw.one(8, 4, 16), draw.one(0xF0, 0xE8, 0xF8)
    step = draw.one(1, 1, 8, 16)
    enter_right, enter_left = high - draw.one(4, 8), low + draw.one(4, 8)
    program = (
        If(
            check(x, "<", low),
            (less(room, step), put(x, enter_right)),
            (If(check(x, ">=", high), (more(room, step), put(x, enter_left))),),
        ),
    )
    return program, (
        f"Write a routine that changes rooms at the screen's edges: with x ({x.address}) below {low} the room number {room.address} falls by {step} and x becomes {enter_right}; with x at {high} or more the room rises by {step} and x becomes {enter_left}. Unsigned bytes that may wrap.",
        f"How do I leave a room to the left or right? x byte {x.address}, room byte {room.address}. x < {low}: room - {step}, x = {enter_right} (enter from the right). x >= {high}: room + {step}, x = {enter_left}. In between: nothing.",
        f"if x < {low}: r -= {step}, x = {enter_right}; else if x >= {high}: r += {step}, x = {enter_left}; x = byte[{x.address}], r = byte[{room.address}].",
        f"Screens hang side by side, {step} apart in number ({room.address}). Walking off the left (under ${low:02X}) puts the hero at ${enter_right:02X} of the screen before, off the right (${high:02X} and up) at ${enter_left:02X} of the one after. His x is the byte {x.address}.",
    )


def region_of(draw: Drawer) -> Made:
    room, region = draw.variable(draw.one(8, 16)), draw.variable(8)
    top = 240 if room.width == 8 else 0x120
    first, second, third = sorted(draw.rng.sample(range(8, top, 4), 3))
    names = draw.rng.sample(range(16), 4)
    value = Chosen(
        check(room, "<", first),
        Number(names[0]),
        Chosen(
            check(room, "<", second),
            Number(names[1]),
            Chosen(check(room, "<", third), Number(names[2]), Number(names[3])),
        ),
    )
    return (put(region, value),), (
        f"Write a routine that finds the dungeon of a room: the number in the {size(room)} {room.address} belongs to dungeon {names[0]} below ${first:02X}, to {names[1]} below ${second:02X}, to {names[2]} below ${third:02X}, and to {names[3]} from there on; store the dungeon at {region.address}.",
        f"How do I map room numbers to areas? Room: {size(room)} {room.address}, unsigned. Rooms 0-{first - 1}: area {names[0]}; {first}-{second - 1}: {names[1]}; {second}-{third - 1}: {names[2]}; the rest: {names[3]}. Area byte: {region.address}.",
        f"byte[{region.address}] = r < {first} ? {names[0]} : r < {second} ? {names[1]} : r < {third} ? {names[2]} : {names[3]}; r = {size(room)}[{room.address}].",
        f"For the map's title I need to know which part of the castle the player is in. Borders lie at rooms {first}, {second} and {third} (each the first of the next part); the parts' numbers are {names[0]}, {names[1]}, {names[2]}, {names[3]}. Room: {room.address} ({room.width} bits), answer: {region.address} (8 bits).",
    )


def remember_entrance(draw: Drawer) -> Made:
    room, last = draw.variable(16), draw.variable(16)
    x, y, sx, sy = (draw.variable(16) for _ in range(4))
    program = (
        If(check(room, "==", Read(last)), (Stop(),)),
        put(last, Read(room)),
        put(sx, Read(x)),
        put(sy, Read(y)),
    )
    return program, (
        f"Write a routine that remembers where a room was entered: if the room word {room.address} differs from the one noted at {last.address}, note it there and copy the position {x.address}, {y.address} to {sx.address}, {sy.address} (words).",
        f"How do I save the entry point on each room change? Current room {room.address}, previous {last.address}; x {x.address} -> {sx.address}, y {y.address} -> {sy.address}, all 16-bit. Same room: nothing is written.",
        f"if word[{room.address}] != word[{last.address}]: word[{last.address}] = word[{room.address}], word[{sx.address}] = word[{x.address}], word[{sy.address}] = word[{y.address}].",
        f"Falling into a pit should bring Link back to the door he came through. So whenever {room.address} is no longer what {last.address} says, update the latter and keep his coordinates ({x.address} and {y.address}) in {sx.address} and {sy.address}; two bytes each.",
    )


def timed_door(draw: Drawer) -> Made:
    plate, timer, door = draw.variable(8), draw.variable(8), draw.variable(8)
    frames = draw.rng.randrange(30, 250)
    opened, closed = draw.one((1, 0), (0, 1), (0x80, 0), (2, 3))
    program = (
        If(
            check(plate, "!=", 0),
            (put(timer, frames), put(door, opened), Stop()),
        ),
        If(check(timer, "!=", 0), (less(timer),), (put(door, closed),)),
    )
    return program, (
        f"Write a routine for a door on a timer: while the plate {plate.address} is pressed (not 0) the door {door.address} is ${opened:02X} and its timer {timer.address} is kept at {frames}. Released, the timer counts down by 1 a call; a call that finds it at 0 sets the door to ${closed:02X}.",
        f"How do I close a door some time after the switch is let go? Switch {plate.address}, timer {timer.address}, door {door.address}, bytes. Switch nonzero: timer = {frames}, door = ${opened:02X}. Else timer nonzero: timer - 1 and the door as it is. Else: door = ${closed:02X}.",
        f"if byte[{plate.address}]: t = {frames}, d = ${opened:02X}; else if t: --t; else d = ${closed:02X}; t = byte[{timer.address}], d = byte[{door.address}].",
        f"Step on the tile ({plate.address} is not zero), the gate ({door.address}) opens: ${opened:02X}. Step off, and you have ${frames:02X} frames, counted in {timer.address}, before it falls: ${closed:02X} at the first call without any frame left.",
    )


def weight_on_plate(draw: Drawer) -> Made:
    weights = draw.array(8, draw.one(3, 4, 5, 6))
    total, need, pressed = draw.variable(16), draw.rng.randrange(100, 600), draw.variable(8)
    program = (
        Set(total, Fold("sum", weights, Widened(Read(Here(weights))))),
        put(pressed, Chosen(check(total, ">=", need), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine for a pressure plate that needs weight: add up the {where(weights)} into the word {total.address}; {pressed.address} becomes 1 if that is at least {need}, else 0.",
        f"How do I trigger something by total weight? Weights: {where(weights)}. Sum (16-bit) to {total.address}. Byte {pressed.address}: 1 for {need} or more, 0 for less.",
        f"word[{total.address}] = sum(w); byte[{pressed.address}] = word[{total.address}] >= {need}; w: {where(weights)}.",
        f"The scales of the temple tip at {need} pounds. On them lie up to {weights.length} things, {where(weights)} (0 = nothing). Show the load in {total.address} (two bytes) and whether the scales have tipped in {pressed.address} (1/0).",
    )


def crystal_switch(draw: Drawer) -> Made:
    hit, red, blue = draw.variable(8), draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    program = (
        If(
            Bits(Read(hit), mask, "any"),
            (Swap(red, blue), put(hit, Binary("and", Read(hit), Number(0xFF - mask)))),
        ),
    )
    return program, (
        f"Write a routine for the crystal switch: if it was hit (mask ${mask:02X} of {hit.address}), the red blocks' height {red.address} and the blue ones' {blue.address} are exchanged and the mask is cleared.",
        f"How do I swap raised and lowered blocks? Red byte {red.address}, blue byte {blue.address}; do it once for each ${mask:02X} set in {hit.address} and take that bit back. Its other bits stay.",
        f"if byte[{hit.address}] & ${mask:02X}: swap(byte[{red.address}], byte[{blue.address}]), byte[{hit.address}] &= ${0xFF - mask:02X}.",
        f"Orange down, blue up, and the other way round with every blow on the orb. The blow is announced by ${mask:02X} at {hit.address} (acknowledge it by clearing); the two heights live at {red.address} and {blue.address}.",
    )


def is_safe_here(draw: Drawer) -> Made:
    room = draw.variable(draw.one(8, 16))
    low = draw.rng.randrange(8, 120)
    high = low + draw.rng.randrange(4, 40)
    other = draw.rng.randrange(high + 4, 250)
    safe = Either(Between(Read(room), low, high), check(room, "==", other))
    return (Report(safe),), (
        f"Write a routine that tells whether saving is allowed: carry set in rooms {low} to {high} (inclusive) and in room {other}, clear everywhere else. Room number: {size(room)} {room.address}.",
        f"How do I recognise a town? The room ({size(room)} at {room.address}) is in ${low:02X}-${high:02X} or equals ${other:02X}: carry set. Any other: carry clear.",
        f"carry = ({low} <= r <= {high}) || r == {other}; r = {size(room)}[{room.address}].",
        f"No monsters in the village, whose screens have the numbers {low} through {high}, nor in the inn, number {other}. SEC if {room.address} ({room.width} bits) is one of those, CLC if it is not.",
    )


def dark_room(draw: Drawer) -> Made:
    flags, lamp, light = draw.variable(8), draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    dark, dim, full = 0, draw.rng.randrange(2, 10), 15
    value = Chosen(
        Bits(Read(flags), mask, "none"),
        Number(full),
        Chosen(check(lamp, "!=", 0), Number(dim), Number(dark)),
    )
    return (put(light, value),), (
        f"Write a routine that lights a room: brightness {light.address} is {full} if the room flags {flags.address} do not have ${mask:02X} (dark); in a dark room it is {dim} with a lamp ({lamp.address} not 0) and {dark} without.",
        f"How do I handle dark dungeons? ${mask:02X} in byte {flags.address} = dark. Lamp owned: byte {lamp.address} nonzero. Brightness byte {light.address}: not dark {full}, dark with lamp {dim}, dark without {dark}.",
        f"byte[{light.address}] = !(byte[{flags.address}] & ${mask:02X}) ? {full} : byte[{lamp.address}] ? {dim} : {dark}.",
        f"The cellar is pitch black ({dark}) unless you carry a lantern ({lamp.address} holds anything but zero), which gives {dim}. Cellars have bit mask ${mask:02X} set in {flags.address}; other rooms shine at {full}. Result: {light.address}.",
    )


def open_chest(draw: Drawer) -> Made:
    opened, index, item = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    masks = Table("ChestMaskTable", "mask", tuple(1 << n for n in range(8)))
    content = draw.table(8)
    bit = Read(Item(masks, Read(index)))
    program = (
        If(
            Compared("!=", Binary("and", Read(opened), bit), Number(0)),
            (put(item, 0), Stop()),
        ),
        put(opened, Binary("or", Read(opened), bit)),
        put(item, Read(Item(content, Read(index)))),
    )
    return program, (
        f"Write a routine that opens chest number {index.address} (0 to 7): if bit number n of {opened.address} is already set for chest n, the item {item.address} is 0; otherwise set the bit and store the content, {listed(content)} for chest 0 to 7, at {item.address}.",
        f"How do I make chests give their item only once? Chest n = byte {index.address}, below 8; opened chests: bit n of the byte {opened.address}; contents {listed(content)}. First time: set the bit, content to {item.address}. Again: 0 to {item.address}.",
        f"n = byte[{index.address}] < 8; if byte[{opened.address}] >> n & 1: byte[{item.address}] = 0; else byte[{opened.address}] |= 1 << n, byte[{item.address}] = [{listed(content)}][n].",
        f"Eight chests stand in this dungeon and hold {listed(content)}. Who opens one ({index.address} says which, from 0) finds that in {item.address} and the chest is noted as empty in {opened.address}, bit 0 for the first. An empty one yields 0.",
    )


def conveyor(draw: Drawer) -> Made:
    tile, x, y = draw.variable(8), draw.variable(16), draw.variable(16)
    speed = draw.one(1, 1, 2, 3)
    first = draw.rng.randrange(0x20, 0xC0)
    cases = (
        (first, (less(y, speed),)),
        (first + 1, (more(y, speed),)),
        (first + 2, (less(x, speed),)),
        (first + 3, (more(x, speed),)),
    )
    return (Switch(Read(tile), cases),), (
        f"Write a routine for conveyor belts: the tile type {tile.address} (byte) is ${first:02X} for up, ${first + 1:02X} down, ${first + 2:02X} left, ${first + 3:02X} right; the player's position (words {x.address} = x, {y.address} = y, y grows downwards) is moved {speed} that way. Other tiles do nothing.",
        f"How do I let a moving floor push Link? Tile byte {tile.address}: ${first:02X} y - {speed}, ${first + 1:02X} y + {speed}, ${first + 2:02X} x - {speed}, ${first + 3:02X} x + {speed}; 16-bit x at {x.address}, y at {y.address}. Any other tile: stand still.",
        f"switch byte[{tile.address}]: ${first:02X}: word[{y.address}] -= {speed}; ${first + 1:02X}: word[{y.address}] += {speed}; ${first + 2:02X}: word[{x.address}] -= {speed}; ${first + 3:02X}: word[{x.address}] += {speed}.",
        f"The factory has belts, tile numbers from ${first:02X} on in the order north, south, west, east. Whoever stands on one (tile under the feet: {tile.address}) is carried {speed} pixel(s) per call; north means a smaller y. Feet: x {x.address}, y {y.address}, two bytes each.",
    )


def climb_stairs(draw: Drawer) -> Made:
    floor, stairs = draw.variable(8, signed=True), draw.variable(8)
    top, bottom = draw.rng.randrange(2, 9), draw.rng.randrange(1, 5)
    up, down = draw.rng.sample(range(1, 40), 2)
    cases = (
        (up, (If(check(floor, "<", top, signed=True), (more(floor),)),)),
        (down, (If(check(floor, ">", -bottom, signed=True), (less(floor),)),)),
    )
    return (Switch(Read(stairs), cases),), (
        f"Write a routine that changes floors: tile {up} in {stairs.address} leads one up, tile {down} one down. The floor {floor.address} is a signed byte; up works only below {top}, down only above -{bottom}; other tiles change nothing.",
        f"How do I count floors with basements? Signed byte {floor.address}, from -{bottom} to {top}. Stair byte {stairs.address}: {up} = +1 if floor < {top}, {down} = -1 if floor > -{bottom}, anything else = nothing.",
        f"f = signed byte[{floor.address}]; if byte[{stairs.address}] == {up} and f < {top}: f += 1; if byte[{stairs.address}] == {down} and f > -{bottom}: f -= 1.",
        f"The tower reaches from cellar {bottom} (that is -{bottom}) to storey {top}. When the hero treads on ${up:02X} he climbs, on ${down:02X} he descends ({stairs.address} is what he treads on), but never out of the tower. Where he is: {floor.address}, two's complement.",
    )


def tide(draw: Drawer) -> Made:
    clock, level = draw.variable(8), draw.variable(8)
    bit, low = 1 << draw.rng.randrange(4, 8), draw.rng.randrange(8, 60)
    high = low + draw.rng.randrange(30, 150)
    program = (
        If(
            Bits(Read(clock), bit, "any"),
            (If(check(level, "<", high), (more(level),)),),
            (If(check(level, ">", low), (less(level),)),),
        ),
    )
    return program, (
        f"Write a routine for the tide: while ${bit:02X} of the clock {clock.address} is set the sea level {level.address} rises by 1 as long as it is below {high}, otherwise it sinks by 1 as long as it is above {low}. Unsigned bytes.",
        f"How do I make ebb and flow? Clock byte {clock.address}: mask ${bit:02X} on = flow, off = ebb. Level byte {level.address}: flow + 1 if < {high}; ebb - 1 if > {low}.",
        f"if byte[{clock.address}] & ${bit:02X}: if l < {high}: ++l; else: if l > {low}: --l. l = byte[{level.address}].",
        f"The beach floods and dries. ${bit:02X} in {clock.address} tells which: set, the water at {level.address} comes in one step (not from ${high:02X} or higher); clear, it goes out one step (not from ${low:02X} or lower).",
    )


def cross_worlds(draw: Drawer) -> Made:
    world, room = draw.variable(8), draw.variable(16)
    mask = draw.one(0x40, 0x80, 1)
    offset = draw.one(0x40, 0x80, 0x100, 0x1000)
    program = (
        put(world, Binary("xor", Read(world), Number(mask))),
        If(
            Bits(Read(world), mask, "any"),
            (more(room, offset),),
            (less(room, offset),),
        ),
    )
    return program, (
        f"Write a routine that crosses between light and dark world: flip ${mask:02X} in {world.address}; if it is set now (dark), add ${offset:X} to the screen word {room.address}, else take ${offset:X} off. 16 bits, may wrap.",
        f"How do I switch worlds with a mirror? World byte {world.address}, bit mask ${mask:02X}: toggle it. Entering the side where it is set: screen number (word {room.address}) + {offset}; entering the other side: - {offset}.",
        f"byte[{world.address}] ^= ${mask:02X}; word[{room.address}] += byte[{world.address}] & ${mask:02X} ? {offset} : -{offset}.",
        f"Screens of the other world have numbers ${offset:X} higher. Stepping through the portal inverts ${mask:02X} of {world.address} and moves {room.address} (two bytes) up if the bit has come on, down if it has gone off.",
    )


def elevator(draw: Drawer) -> Made:
    y, called, doors = draw.variable(16), draw.variable(8, below=8), draw.variable(8)
    height = draw.one(16, 32, 64, 128)
    shift = height.bit_length() - 1
    goal = Shifted(Widened(Read(called)), "left", shift)
    program = (
        If(
            Compared("==", Read(y), goal),
            (put(doors, 1),),
            (
                put(doors, 0),
                If(Compared("<", Read(y), goal), (more(y),), (less(y),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs a lift: it is called to floor {called.address} (byte, 0 to 7), which lies at y = floor * {height}. If the lift's y (word {y.address}) is there, the doors {doors.address} become 1; if not, they become 0 and y moves 1 towards it (unsigned).",
        f"How do I move an elevator to the chosen storey? Storey n: byte {called.address} below 8, height n * {height}. Cabin: word {y.address}, one pixel a call. Door byte {doors.address}: 1 when already there (no move), else 0.",
        f"g = byte[{called.address}] * {height}; if word[{y.address}] == g: byte[{doors.address}] = 1; else byte[{doors.address}] = 0, word[{y.address}] += word[{y.address}] < g ? 1 : -1.",
        f"A cage in the mine shaft, {height} pixels from level to level. The miner wants level {called.address} (0..7), the cage hangs at {y.address} (16 bits). Moving by one pixel, its gate ({doors.address}) is 0; standing at the wanted level, the gate is 1.",
    )


def count_explored(draw: Drawer) -> Made:
    rooms = draw.array(8, draw.one(16, 20, 24, 32))
    total, rank = draw.variable(8), draw.variable(8)
    mask = draw.one(1, 0x80, 2, 0x40)
    goal = draw.rng.randrange(2, 8)
    program = (
        put(total, 0),
        Each((rooms,), (If(Bits(Read(Here(rooms)), mask, "any"), (more(total),)),)),
        put(rank, Chosen(check(total, ">=", goal), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine that counts explored rooms: those of the {where(rooms)} with ${mask:02X} set; the number goes to {total.address}, and {rank.address} becomes 1 if it is {goal} or more, 0 otherwise.",
        f"How do I reward exploration? Room flags: {where(rooms)}; explored = mask ${mask:02X}. Count into the byte {total.address}; reward byte {rank.address} = 1 from {goal} on, else 0.",
        f"byte[{total.address}] = count(r[i] & ${mask:02X}); byte[{rank.address}] = byte[{total.address}] >= {goal}; r: {where(rooms)}.",
        f"The cartographer wants {goal} rooms on his map. A room is on it when ${mask:02X} is on in its byte, {where(rooms)}. How many are on it: {total.address}. Is he content (1) or not (0): {rank.address}.",
    )


RECIPES = (
    unlock_door,
    dungeon_keys,
    right_order,
    switches_open_doors,
    lights_out,
    torches_lit,
    water_rises,
    time_of_day,
    light_by_hour,
    mark_visited,
    was_visited,
    use_teleport,
    leave_by_edge,
    region_of,
    remember_entrance,
    timed_door,
    weight_on_plate,
    crystal_switch,
    is_safe_here,
    dark_room,
    open_chest,
    conveyor,
    climb_stairs,
    tide,
    cross_worlds,
    elevator,
    count_explored,
)
