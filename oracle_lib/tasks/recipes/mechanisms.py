"""Machines of towns and puzzles as state machines: lights, locks, lifts, cranes, gates, pumps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Either,
    Here,
    If,
    Read,
    Shifted,
    Stop,
    Switch,
    Table,
    While,
    Widened,
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
    less_down_to,
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def crossing_light(draw: Drawer) -> Made:
    state, button, phase = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    times = draw.rng.sample(range(20, 150), 3)
    table = Table("LightTimeTable", "delay", tuple(times))
    waiting = 1 << draw.rng.randrange(8)
    program = (
        when(Both(check(state, "==", 0), Bits(Read(button), waiting, "none")), Stop()),
        put(state, either(check(state, "==", 2), 0, plus(state, 1))),
        put(phase, at(table, state)),
        when(check(state, "==", 2), put(button, masked(button, 0xFF - waiting))),
    )
    return program, (
        f"A traffic light's phase is over: {state.address} is 0 green, 1 yellow, 2 red and goes on in this order, red to green, with the new phase's time ({', '.join(map(str, times))}) in {phase.address}. But green stays green as long as no pedestrian waits (bit ${waiting:02X} of {button.address}); when red comes, that bit is cleared.",
        f"s == 0 and !(b & ${waiting:02X}) -> nothing; else s = (s + 1) % 3, t = ({', '.join(map(str, times))})[s], s == 2 -> b &= ${0xFF - waiting:02X}. s {state.address} < 3, b {button.address}, t {phase.address}.",
        f"How do I make a crossing for pedestrians in my town? This is called when the light's timer is up. Green (0) only gives way if the request flag ${waiting:02X} in {button.address} is on. Green -> yellow (1) -> red (2) -> green in {state.address}; load {phase.address} with {times[0]}, {times[1]} or {times[2]} frames for the new colour. Turning red takes the request away.",
        f"ped light next phase: [{state.address}] 0>1>2>0, leave 0 only with ${waiting:02X} of {button.address}; duration {listed(table)} -> {phase.address}; entering 2 clears the request.",
    )


def recorder_keys(draw: Drawer) -> Made:
    key, mode, tape = draw.variable(8, below=5), draw.variable(8, below=4), draw.variable(8, below=2)
    clicks = draw.variable(8)
    program = (
        Switch(
            Read(key),
            (
                (0, (put(mode, 0),)),
                (1, (when(check(tape, "==", 1), put(mode, 1)),)),
                (2, (when(Both(check(tape, "==", 1), check(mode, "==", 0)), put(mode, 2)),)),
                (3, (when(check(tape, "==", 1), put(mode, 3)),)),
                (4, (when(check(mode, "==", 0), put(tape, toggled(tape, 1))),)),
            ),
        ),
        more(clicks),
    )
    return program, (
        f"A tape recorder: key {key.address} is 0 stop, 1 play, 2 record, 3 rewind, 4 eject; mode {mode.address} (0 to 3) is 0 when stopped. Stop always gives mode 0. Play and rewind give mode 1 and 3 if a tape is in ({tape.address} = 1), record mode 2 only from stop and with a tape. Eject, only from stop, changes {tape.address} between 0 and 1. Every key press counts in {clicks.address}.",
        f"k: 0 m = 0; 1 tape -> m = 1; 2 tape and m == 0 -> m = 2; 3 tape -> m = 3; 4 m == 0 -> tape ^= 1; then ++n. k {key.address} < 5, m {mode.address} < 4, tape {tape.address} < 2, n {clicks.address}.",
        f"How do I model a cassette deck as a puzzle object? Pressed key {key.address} (0-4: stop, play, rec, rew, eject), mode byte {mode.address} (0 idle, 1 play, 2 rec, 3 rew; below 4), cassette {tape.address} (0/1). Without a cassette only stop and eject do something. Recording can only be started when idle, and the lid opens or takes a cassette only when idle. {clicks.address} counts clicks, also useless ones.",
        f"tape deck FSM: key [{key.address}] stop/play/rec/rew/eject = 0-4, mode [{mode.address}] 0-3, cassette [{tape.address}]; rec & eject only from mode 0; play/rec/rew need cassette; ++{clicks.address}.",
    )


def airlock_doors(draw: Drawer) -> Made:
    request, doors, air = draw.variable(8, below=3), draw.variable(8, below=3), draw.variable(8, below=2)
    refused = draw.variable(8)
    program = (
        put(refused, 0),
        Switch(
            Read(request),
            (
                (0, (put(doors, 0),)),
                (1, (If(Both(check(doors, "==", 0), check(air, "==", 1)), (put(doors, 1),), (put(refused, 1),)),)),
                (2, (If(Both(check(doors, "==", 0), check(air, "==", 0)), (put(doors, 2),), (put(refused, 1),)),)),
            ),
        ),
    )
    return program, (
        f"An airlock: {doors.address} is 0 both doors shut, 1 inner open, 2 outer open; {air.address} is 1 with air in the lock, 0 without. Request {request.address}: 0 shut everything; 1 open the inner door, 2 the outer one. Opening needs both doors shut, air for the inner and no air for the outer door; otherwise {refused.address} = 1 and nothing changes. {refused.address} = 0 in all other cases.",
        f"r = 0: d = 0; r = 1: d == 0 and air ? d = 1 : e = 1; r = 2: d == 0 and !air ? d = 2 : e = 1; e = 0 unless set. r {request.address} < 3, d {doors.address} < 3, air {air.address} < 2, e {refused.address}.",
        f"How do I make sure a spaceship's two doors are never open together? Door state {doors.address} (0 closed, 1 inside open, 2 outside open), pressure {air.address} (1/0), command {request.address} (0 close, 1 inside, 2 outside), all valid. A door opens only from 'closed' and with the pressure of its side: 1 inside, 0 outside. Show a red lamp for a refusal: {refused.address} = 1, else 0.",
        f"airlock: cmd {request.address}, doors {doors.address}, pressure {air.address}; open inner needs doors 0 & pressure 1, outer doors 0 & pressure 0; denied -> {refused.address}=1 (else 0); cmd 0 closes.",
    )


def lift_door_reopens(draw: Drawer) -> Made:
    gap, beam, closing, ready = draw.variable(8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    most, step = draw.one(24, 32, 40), draw.one(1, 2, 4)
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(ready, 0),
        when(Bits(Read(beam), bit, "any"), put(closing, 0)),
        If(
            check(closing, "==", 1),
            (less_down_to(gap, 0, step), when(check(gap, "==", 0), put(ready, 1))),
            (more_up_to(gap, most, step),),
        ),
    )
    return program, (
        f"An elevator's door: gap {gap.address} in pixels, closing flag {closing.address} (0 or 1). Something in the light beam (bit ${bit:02X} of {beam.address}) clears the flag. Then the gap shrinks by {step} to 0 at least if the flag is 1, otherwise it grows by {step} to {most} at most. {ready.address} = 1 if the door is closing and the gap is 0 now, else 0.",
        f"if b & ${bit:02X}: c = 0; g = c ? max(g - {step}, 0) : min(g + {step}, {most}); r = c and g == 0. b {beam.address}, c {closing.address} < 2, g {gap.address}, r {ready.address}.",
        f"How do I let a lift door open again when somebody stands in it? Sensor ${bit:02X} in {beam.address} cancels closing ({closing.address}: 1 closing, 0 opening). Move the door {step} pixels: width of the opening in {gap.address}, 0 to {most}. The lift may start when {ready.address} is 1: closing and fully shut; otherwise write 0.",
        f"door with photo cell: {beam.address} & ${bit:02X} -> {closing.address}=0; {gap.address} -/+ {step} within 0..{most}; shut while closing -> {ready.address}=1, else 0.",
    )


def crane_drops_claw(draw: Drawer) -> Made:
    phase, button, x, y = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    right, deep = draw.rng.randrange(100, 200), draw.rng.randrange(60, 120)
    bit = 1 << draw.rng.randrange(8)
    program = (
        Switch(
            Read(phase),
            (
                (
                    0,
                    (
                        If(
                            Bits(Read(button), bit, "any"),
                            (more_up_to(x, right, 1),),
                            (when(check(x, "!=", 0), put(phase, 1)),),
                        ),
                    ),
                ),
                (1, (more(y, 2), when(check(y, ">=", deep), put(y, deep), put(phase, 2)))),
                (2, (less_down_to(y, 0, 1), when(check(y, "==", 0), put(phase, 3)))),
                (3, (less_down_to(x, 0, 1), when(check(x, "==", 0), put(phase, 0)))),
            ),
        ),
    )
    return program, (
        f"Crane game, phase {phase.address} (0 to 3): 0 while the button (bit ${bit:02X} of {button.address}) is held, x {x.address} rises by 1 up to {right}; released with x not 0: phase 1. 1: y {y.address} rises by 2 (a byte), and at {deep} or more it is {deep} and phase 2 follows. 2: y falls by 1 to 0, at 0 phase 3. 3: x falls by 1 to 0, at 0 phase 0.",
        f"p 0: b & ${bit:02X} ? x = min(x + 1, {right}) : x and p = 1; p 1: y += 2, y >= {deep} -> y = {deep}, p = 2; p 2: y = max(y - 1, 0), y == 0 -> p = 3; p 3: x = max(x - 1, 0), x == 0 -> p = 0. p {phase.address} < 4, b {button.address}, x {x.address}, y {y.address}.",
        f"How do I program a claw machine? One step per call. Phase byte {phase.address}: aiming (0) moves the claw right while ${bit:02X} in {button.address} is down, no further than {right}; letting go away from the home position starts the drop (1), two pixels a call to depth {deep}, then up again one pixel a call (2), then home one pixel a call (3), then aiming. Positions: x {x.address}, y {y.address}; a phase ends in the call that reaches its goal.",
        f"claw machine step, phase {phase.address}: 0 hold ${bit:02X} of {button.address} -> x {x.address}+1 (max {right}), release off home -> 1; 1 y {y.address}+2 to {deep} -> 2; 2 y-1 to 0 -> 3; 3 x-1 to 0 -> 0.",
    )


def axles_counted(draw: Drawer) -> Made:
    sensors, inside, gates, trains = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    enter, leave = (1 << one for one in draw.rng.sample(range(8), 2))
    program = (
        when(
            Bits(Read(sensors), enter, "any"),
            when(check(inside, "==", 0), more(trains)),
            more_up_to(inside, 255),
        ),
        when(Bits(Read(sensors), leave, "any"), less_down_to(inside, 0, 1)),
        put(gates, either(check(inside, "==", 0), 0, 1)),
    )
    return program, (
        f"A level crossing counts axles: bit ${enter:02X} of {sensors.address} is an axle coming in (if none is inside, {inside.address} = 0, a new train counts in {trains.address}; then one axle more, up to 255), bit ${leave:02X} one going out (one fewer, not below 0; after an incoming one). The gates {gates.address} are 1 (down) while axles are inside, else 0.",
        f"s & ${enter:02X}: n == 0 -> ++t; n = min(n + 1, 255). s & ${leave:02X}: n = max(n - 1, 0). g = n != 0. s {sensors.address}, n {inside.address}, t {trains.address}, g {gates.address}.",
        f"How do I close the gates exactly while a train is on the crossing? Contacts: ${enter:02X} (before) and ${leave:02X} (behind) in {sensors.address}, possibly both in one call: first count in, then out. Axles on the crossing {inside.address} (0 to 255, saturating both ways). An axle that finds it empty belongs to a new train ({trains.address} + 1). Gates: 1 closed in {gates.address} unless it is empty now (0).",
        f"axle counter: {sensors.address} ${enter:02X} in / ${leave:02X} out -> {inside.address}; empty->in: ++{trains.address}; {gates.address} = occupied 1/0.",
    )


def phone_number_dialled(draw: Drawer) -> Made:
    key, number, count, ready = (
        draw.variable(8, below=12),
        draw.variable(16),
        draw.variable(8, below=4),
        draw.variable(8),
    )
    program = (
        put(ready, 0),
        when(check(key, "==", 10), put(number, 0), put(count, 0), Stop()),
        when(check(key, "==", 11), Stop()),
        put(number, joined(Shifted(Read(number), "left", 4), Widened(Read(key)))),
        more(count),
        when(check(count, "==", 4), put(count, 0), put(ready, 1)),
    )
    return program, (
        f"A telephone's keys: {key.address} is 0 to 9 a digit, 10 hangs up (number {number.address} = 0, digits {count.address} = 0), 11 is dead. A digit goes into the BCD word {number.address} from the right, shifting the others left; after the fourth the count (0 to 3) is 0 again and {ready.address} = 1. {ready.address} = 0 in all other cases.",
        f"k == 10: n = c = 0; k < 10: n = n << 4 | k, ++c == 4 -> c = 0, r = 1; r = 0 otherwise. k {key.address} < 12, n word {number.address}, c {count.address} < 4, r {ready.address}.",
        f"How do I let the player dial four digits? Key {key.address} (below 12): digits are shifted nibble by nibble into the 16-bit number {number.address} (old digits fall out at the top); {count.address} says how many have been dialled, 0 to 3. The fourth completes it: flag {ready.address} 1, count 0, number kept. Key 10 clears number and count, key 11 does nothing; the flag is 0 for these and for the first three digits.",
        f"dialer: [{key.address}] 0-9 -> word {number.address} <<4|digit, ++{count.address}; 4th -> count 0 & {ready.address}=1; 10 = reset; 11 = ignore; else flag 0.",
    )


def camera_takes_picture(draw: Drawer) -> Made:
    film, flash, light, press = draw.variable(8, below=37), draw.variable(8), draw.variable(8), draw.variable(8)
    quality = draw.variable(8)
    dark, cost = draw.rng.randrange(40, 100), draw.rng.randrange(5, 30)
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(quality, 0),
        when(Either(Bits(Read(press), bit, "none"), check(film, "==", 0)), Stop()),
        less(film),
        put(quality, 1),
        when(check(light, ">=", dark), put(quality, 2), Stop()),
        when(check(flash, ">=", cost), less(flash, cost), put(quality, 2)),
    )
    return program, (
        f"Take a photo: only if bit ${bit:02X} of {press.address} is set and film is left ({film.address}, 0 to 36); it uses one picture. {quality.address} = 2 (good) if the light {light.address} is {dark} or more, or if the flash's charge {flash.address} has {cost}, which are then spent; else 1 (dark). No photo: {quality.address} = 0.",
        f"q = 0; if p & ${bit:02X} and film: --film, q = 1; if L >= {dark}: q = 2; elif fl >= {cost}: fl -= {cost}, q = 2. p {press.address}, film {film.address} < 37, L {light.address}, fl {flash.address}, q {quality.address}.",
        f"How do I add a camera with a flash? Shutter ${bit:02X} in {press.address}; pictures left {film.address} (up to 36). Bright enough at {dark} ({light.address}); in the dark the flash helps if its battery {flash.address} holds at least {cost} (take it off). Result in {quality.address}: 0 nothing taken, 1 too dark, 2 fine.",
        f"shutter (${bit:02X} of {press.address}) & film {film.address} -> film-1, quality {quality.address}: 2 if light {light.address} >= {dark} or flash {flash.address} >= {cost} (pay it), else 1; not taken 0.",
    )


def parking_barrier(draw: Drawer) -> Made:
    event, light = draw.variable(8, below=4), draw.variable(8)
    room = draw.rng.randrange(8, 40)
    cars = draw.variable(8, below=room + 1)
    tickets = draw.variable(16)
    program = (
        Switch(
            Read(event),
            (
                (0, (when(check(cars, "<", room), more(cars), more(tickets)),)),
                (1, (less_down_to(cars, 0, 1),)),
                (2, (put(cars, 0),)),
            ),
        ),
        put(light, either(check(cars, ">=", room), 1, 0)),
    )
    return program, (
        f"A car park for {room} cars: event {event.address} 0 is a car at the entrance (let in if there is room: {cars.address} + 1 and ticket number {tickets.address}, a word, + 1), 1 a car leaving ({cars.address} - 1, not below 0), 2 closing time ({cars.address} = 0), 3 nothing. Then the 'full' sign {light.address} is 1 if it is full, else 0.",
        f"e 0: n < {room} -> ++n, ++t; e 1: n = max(n - 1, 0); e 2: n = 0; full = n >= {room}. e {event.address} < 4, n {cars.address} <= {room}, t word {tickets.address}, full {light.address} (1/0).",
        f"How do I count cars in a garage? {cars.address} are inside, never more than {room}. Message {event.address} (0-3): 0 arrives, 1 leaves, 2 everybody out, 3 no event. An arriving car gets in, and a ticket (16-bit counter {tickets.address}), only while there is a place. Update the sign {light.address} (1 full, 0 free) in every case.",
        f"garage: event [{event.address}] in/out/clear/none, cars {cars.address} (cap {room}), tickets word {tickets.address}, full lamp {light.address}.",
    )


def machine_with_outputs(draw: Drawer) -> Made:
    state, event = draw.variable(8, below=4), draw.variable(8, below=4)
    action, changes = draw.variable(8), draw.variable(8)
    rng = draw.rng
    nexts = Table("NextTable", "state", tuple(rng.randrange(4) for _ in range(16)))
    actions = Table("ActionTable", "action", tuple(rng.randrange(0, 20) for _ in range(16)))
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(place, joined(Shifted(Read(state), "left", 2), event)),
        put(action, at(actions, place)),
        when(check(at(nexts, place), "!=", state), more(changes)),
        put(state, at(nexts, place)),
    )
    return program, (
        f"Mealy machine: state {state.address} and event {event.address} (0 to 3 each) form the index 4 * state + event. The action {action.address} comes from {listed(actions)}, the next state from {listed(nexts)}. {changes.address} counts the steps that really change the state.",
        f"i = 4 * s + e; a = A[i]; n += N[i] != s; s = N[i]. s {state.address}, e {event.address} (< 4), a {action.address}, n {changes.address}; A = {listed(actions)}, N = {listed(nexts)}.",
        f"How do I drive an NPC by a state/event table? Mood {state.address}, what happens {event.address}, both below 4. Rows of four by mood: reaction {', '.join(map(str, actions.values))}; new mood {', '.join(map(str, nexts.values))}. Reaction to {action.address}; if the new mood isn't the old one, one more in {changes.address}; enter the new mood.",
        f"FSM step [{state.address}]x[{event.address}] (4x4): output {listed(actions)} -> {action.address}, successor {listed(nexts)}; transitions counted {changes.address}.",
    )


def coffee_is_brewed(draw: Drawer) -> Made:
    water, beans, cup, error = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    need_water, need_beans = draw.rng.randrange(20, 80), draw.rng.randrange(5, 20)
    bit = 1 << draw.rng.randrange(8)
    cups = draw.variable(8)
    program = (
        put(error, 1),
        when(check(water, "<", need_water), Stop()),
        put(error, 2),
        when(check(beans, "<", need_beans), Stop()),
        put(error, 3),
        when(Bits(Read(cup), bit, "none"), Stop()),
        put(error, 0),
        less(water, need_water),
        less(beans, need_beans),
        more(cups),
    )
    return program, (
        f"A coffee machine needs {need_water} water ({water.address}), {need_beans} beans ({beans.address}) and a cup (bit ${bit:02X} of {cup.address}). {error.address} = 1, 2 or 3 for the first of these that is lacking; else 0, water and beans are used up and {cups.address} goes up by 1.",
        f"err = w < {need_water} ? 1 : b < {need_beans} ? 2 : !(c & ${bit:02X}) ? 3 : 0; if !err: w -= {need_water}, b -= {need_beans}, ++n. w {water.address}, b {beans.address}, c {cup.address}, err {error.address}, n {cups.address}.",
        f"How do I check ingredients in order and tell the player what is missing? Water {water.address} (needs {need_water}), then beans {beans.address} (needs {need_beans}), then the mug flag ${bit:02X} in {cup.address}. Code of the first missing one (1, 2, 3) in {error.address}, nothing consumed. All there: code 0, take both amounts, one more in {cups.address}.",
        f"brew: water {water.address} >= {need_water} (else err 1), beans {beans.address} >= {need_beans} (else 2), cup ${bit:02X} of {cup.address} (else 3); ok: err 0, consume, ++{cups.address}. err -> {error.address}.",
    )


def relay_of_signals(draw: Drawer) -> Made:
    blocks = draw.array(8, draw.one(6, 8, 10))
    lights, reds = draw.array(8, blocks.length), draw.variable(8)
    red, yellow, green = draw.one((0, 1, 2), (2, 1, 0), (4, 2, 1))
    bit = 1 << draw.rng.randrange(8)
    own = Algorithms(draw).own
    place, ahead = own("place"), own("ahead")
    program = (
        put(reds, 0),
        put(ahead, green),
        put(place, blocks.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                If(
                    Bits(Read(at(blocks, place)), bit, "any"),
                    (put(ahead, red), more(reds)),
                    (put(ahead, either(check(ahead, "==", red), yellow, green)),),
                ),
                put(at(lights, place), ahead),
            ),
        ),
    )
    return program, (
        f"Railway signals: the {where(blocks)} are track blocks in driving direction, occupied if bit ${bit:02X} is set. Each block's signal (bytes from {lights.address}) is red {red} if it is occupied, yellow {yellow} if the next block's signal is red, else green {green}; behind the last block it is free. Number of red ones to {reds.address}.",
        f"L[i] = b[i] & ${bit:02X} ? {red} : i + 1 < {blocks.length} and L[i + 1] == {red} ? {yellow} : {green}; n = #occupied. b {where(blocks)}, L {lights.address}, n {reds.address}.",
        f"How do I set block signals on a toy railway? Track sections {blocks.address} + i ({blocks.length}, trains run upwards), ${bit:02X} = train inside. Signals {lights.address} + i: {red} stop, {yellow} caution when the following one shows stop, {green} go. The last section has open line behind it. Occupied sections -> {reds.address}.",
        f"block signals {lights.address} for {where(blocks)} (occupied = ${bit:02X}): red {red}, yellow {yellow} before a red one, green {green}; reds -> {reds.address}.",
    )


def sprinkler_by_zone(draw: Drawer) -> Made:
    moist, valves = draw.array(8, 8), draw.variable(8)
    tank, use = draw.variable(8), draw.variable(8)
    dry = draw.rng.randrange(40, 120)
    amount = draw.rng.randrange(2, 12)
    own = Algorithms(draw).own
    bit = own("bit")
    program = (
        put(valves, 0),
        put(use, 0),
        put(bit, 1),
        Each(
            (moist,),
            (
                when(
                    Both(check(Here(moist), "<", dry), check(tank, ">=", amount)),
                    less(tank, amount),
                    more_up_to(Here(moist), 255, amount),
                    put(valves, joined(valves, bit)),
                    more(use),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Water eight beds: a bed whose moisture (bytes from {moist.address}) is below {dry} gets {amount} from the tank {tank.address} while that much is left: tank minus {amount}, moisture plus {amount} (up to 255), its bit (bed 0: bit 0) set in {valves.address}. Beds in order; {valves.address} starts from 0, number of beds watered to {use.address}.",
        f"v = n = 0; for i < 8: if m[i] < {dry} and T >= {amount}: T -= {amount}, m[i] += {amount}, v |= 1 << i, ++n. m {moist.address}, T {tank.address}, v {valves.address}, n {use.address}.",
        f"How do I program sprinklers with a limited tank? Soil bytes {moist.address}..+7, thirsty under {dry}. Each thirsty bed in turn takes {amount} litres out of {tank.address}, if it still holds as many. Show the open valves as bits in {valves.address} and their number in {use.address}, both rebuilt.",
        f"irrigate 8 beds {moist.address}: < {dry} and tank {tank.address} >= {amount} -> move {amount}; mask {valves.address}, count {use.address}.",
    )


def toll_gate_by_class(draw: Drawer) -> Made:
    sort, paid, box, gate = draw.variable(8, below=4), draw.variable(8), draw.variable(16), draw.variable(8)
    tolls = Table("TollTable", "price", tuple(draw.rng.sample(range(2, 60), 4)))
    owed = draw.variable(8)
    program = (
        If(
            check(paid, ">=", at(tolls, sort)),
            (put(gate, 1), put(owed, 0), more(box, Widened(Read(at(tolls, sort)))), less(paid, at(tolls, sort))),
            (put(gate, 0), put(owed, minus(at(tolls, sort), paid))),
        ),
    )
    return program, (
        f"A toll gate: a vehicle of class {sort.address} (0 to 3) owes {', '.join(map(str, tolls.values))} and has put {paid.address} in. Enough: the gate {gate.address} opens (1), the toll goes to the till {box.address} (word, wraps), what is too much stays in {paid.address} as change, and {owed.address} = 0. Too little: gate 0, the rest owed to {owed.address}.",
        f"p >= T[c] ? (g = 1, o = 0, till += T[c], p -= T[c]) : (g = 0, o = T[c] - p); T = {listed(tolls)}. c {sort.address} < 4, p {paid.address}, g {gate.address}, o {owed.address}, till word {box.address}.",
        f"How do I charge by wagon type at a bridge? Type {sort.address}, valid; toll by type {listed(tolls)}. Coins in the tray {paid.address}. If they cover it: barrier byte {gate.address} 1, tray minus toll, 16-bit till {box.address} plus toll, nothing missing ({owed.address} 0). If not: barrier 0, {owed.address} shows how much is missing, coins stay in the tray.",
        f"toll {listed(tolls)}[{sort.address}] from tray {paid.address} -> till {box.address} (u16), gate {gate.address} 1/0, missing {owed.address}.",
    )


def two_floats_fill_tank(draw: Drawer) -> Made:
    level, pump, inflow, outflow = (
        draw.variable(8),
        draw.variable(8, below=2),
        draw.variable(8, below=16),
        draw.variable(8, below=16),
    )
    low, high = draw.one((50, 180), (30, 200), (64, 192))
    starts = draw.variable(8)
    program = (
        when(check(pump, "==", 1), more_up_to(level, 255, inflow)),
        less_down_to(level, 0, outflow),
        If(
            check(level, "<=", low),
            (when(check(pump, "==", 0), put(pump, 1), more(starts)),),
            (when(check(level, ">=", high), put(pump, 0)),),
        ),
    )
    return program, (
        f"A water tower: if the pump {pump.address} (0/1) runs, the level {level.address} rises by {inflow.address} (0 to 15), up to 255; then it falls by {outflow.address} (0 to 15), down to 0. At {low} or lower the pump is switched on (a start from 0 counts in {starts.address}), at {high} or higher off.",
        f"if p: L = min(L + i, 255); L = max(L - o, 0); L <= {low}: p == 0 -> p = 1, ++n; L >= {high}: p = 0. p {pump.address} < 2, L {level.address}, i {inflow.address} < 16, o {outflow.address} < 16, n {starts.address}.",
        f"How do I simulate a tank with two float switches? Level byte {level.address}; per call the running pump ({pump.address} = 1) adds {inflow.address}, and the town takes {outflow.address}, both under 16, in this order and within 0 to 255. Lower float {low}: pump on at or under it. Upper float {high}: pump off at or over it. Between them it stays as it is. Count how often it is switched on in {starts.address}.",
        f"tank {level.address}: +[{inflow.address}] if pump {pump.address}, -[{outflow.address}], clamped 0-255; <= {low} pump on (starts {starts.address}), >= {high} off.",
    )


RECIPES = (
    crossing_light,
    recorder_keys,
    airlock_doors,
    lift_door_reopens,
    crane_drops_claw,
    axles_counted,
    phone_number_dialled,
    camera_takes_picture,
    parking_barrier,
    machine_with_outputs,
    coffee_is_brewed,
    relay_of_signals,
    sprinkler_by_zone,
    toll_gate_by_class,
    two_floats_fill_tank,
)
