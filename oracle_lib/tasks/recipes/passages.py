"""Rooms and puzzles: doors, plates, paths, warps, teleporters, water, beats, boulders."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Here,
    If,
    Number,
    Read,
    Repeat,
    Saturating,
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

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def all_goals_covered(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(12, 16, 20, 24))
    open_goals, solved = draw.variable(8), draw.variable(8)
    box, goal = draw.one((0x80, 0x40), (0x01, 0x02), (0x10, 0x08))
    program = (
        put(
            open_goals,
            Count(cells, Both(Bits(Read(Here(cells)), goal, "any"), Bits(Read(Here(cells)), box, "none"))),
        ),
        when(check(open_goals, "==", 0), more(solved)),
    )
    return program, (
        f"Sokoban: the {where(cells)} have bit ${goal:02X} for a goal and ${box:02X} for a crate. Count the goals without a crate at {open_goals.address}; if there are none, {solved.address} goes up by 1.",
        f"n = #(c & ${goal:02X} and not c & ${box:02X}); if n == 0: ++s. c {where(cells)}, n {open_goals.address}, s {solved.address}.",
        f"How do I see whether a crate puzzle is solved? {cells.length} cells at {cells.address}; mask ${goal:02X} means target, mask ${box:02X} a crate stands there, other bits are scenery. Write how many targets are still bare to {open_goals.address}. With all covered, one more puzzle is solved: {solved.address} + 1 (wraps).",
        f"bare targets (${goal:02X} set, ${box:02X} clear) in {cells.address}[{cells.length}] -> {open_goals.address}; 0 of them: inc {solved.address}.",
    )


def statues_weigh_down_gate(draw: Drawer) -> Made:
    places, weights = draw.slots(8, 8)
    plate, total, gate = draw.variable(8), draw.variable(8), draw.variable(8)
    need = draw.rng.randrange(20, 120)
    open_, shut = draw.one((1, 0), (0, 1), (0x80, 0))
    program = (
        put(total, 0),
        Each(
            (places, weights),
            (
                when(
                    check(Here(places), "==", plate),
                    put(total, Saturating("add", Read(total), Read(Here(weights)), 255)),
                ),
            ),
        ),
        put(gate, either(check(total, ">=", need), open_, shut)),
    )
    return program, (
        f"A plate in cell {plate.address} weighs what stands on it: of {places.length} objects (cells {places.address}, weights {weights.address}, bytes) add the weights of those in that cell to {total.address} (from 0, stops at 255). At {need} or more the gate {gate.address} is {open_}, else {shut}.",
        f"w = min(sum of wt[i] with pos[i] == p, 255); byte[{gate.address}] = w >= {need} ? {open_} : {shut}. pos {places.address}, wt {weights.address}, n = {places.length}, p {plate.address}, w {total.address}.",
        f"How do I make a door that needs several statues on one switch? Objects: position byte {places.address} + i, weight byte {weights.address} + i, i < {places.length}. The switch lies at position {plate.address}. Load on it (saturating byte) to {total.address}; {need} is enough to open, i.e. {open_} in {gate.address}, otherwise {shut}.",
        f"scale plate [{plate.address}]: sum weights (bytes {weights.address}) of objects there (cells {places.address}, {places.length} each; cap 255) -> {total.address}; >= {need} -> {gate.address}={open_} else {shut}.",
    )


def map_cell_look(draw: Drawer) -> Made:
    room, owned, tile = draw.variable(8), draw.variable(8), draw.variable(8)
    empty, seen, planned, chest = draw.rng.sample(range(1, 0x60), 4)
    program = (
        put(tile, empty),
        when(Bits(Read(owned), 0x01, "any"), put(tile, planned)),
        when(Bits(Read(room), 0x01, "any"), put(tile, seen)),
        when(
            Both(Bits(Read(owned), 0x02, "any"), check(masked(room, 0x06), "==", 0x02)),
            put(tile, chest),
        ),
    )
    return program, (
        f"Which tile shows a room on the dungeon map? Room flags {room.address}: bit 0 visited, bit 1 has a chest, bit 2 chest is open. Dungeon items {owned.address}: bit 0 map, bit 1 compass. ${chest:02X} for an unopened chest if he has the compass; else ${seen:02X} if visited; else ${planned:02X} with the map; else ${empty:02X}. To {tile.address}.",
        f"t = comp and (r & 6) == 2 ? ${chest:02X} : r & 1 ? ${seen:02X} : map ? ${planned:02X} : ${empty:02X}. r {room.address}; map, comp: bits 0, 1 of {owned.address}; t {tile.address}.",
        f"How do I draw one square of the pause map? The square's room byte is {room.address} ($01 been there, $02 chest, $04 chest emptied), what Link owns is {owned.address} ($01 map, $02 compass). The compass shows full chests everywhere with ${chest:02X} and comes before all else. Visited rooms are ${seen:02X}, rooms known from the map ${planned:02X}, all others ${empty:02X}. Tile number to {tile.address}.",
        f"minimap tile -> {tile.address}: chest ${chest:02X} (compass & has chest & unopened), else visited ${seen:02X}, else mapped ${planned:02X}, else ${empty:02X}. room {room.address} bits 0/1/2 visited/chest/opened, items {owned.address} bits 0/1 map/compass.",
    )


def door_lets_through(draw: Drawer) -> Made:
    kind, keys, items, passed = draw.variable(8, below=5), draw.variable(8), draw.variable(8), draw.variable(8)
    big = 1 << draw.rng.randrange(8)
    program = (
        put(passed, 0),
        Switch(
            Read(kind),
            (
                (0, (put(passed, 1),)),
                (1, (when(check(keys, "!=", 0), less(keys), put(kind, 0), put(passed, 1)),)),
                (2, (when(Bits(Read(items), big, "any"), put(kind, 0), put(passed, 1)),)),
                (3, (put(passed, 1), put(kind, 4))),
            ),
        ),
    )
    return program, (
        f"The hero walks into a door of kind {kind.address}: 0 open, 1 needs a small key ({keys.address}, used up), 2 needs the big key (bit ${big:02X} of {items.address}), 3 closes for good behind him (becomes 4), 4 is a wall. Opened doors become 0. {passed.address} = 1 if he gets through, else 0.",
        f"d: 0 -> pass; 1 -> if k: --k, d = 0, pass; 2 -> if items & ${big:02X}: d = 0, pass; 3 -> d = 4, pass; 4 -> no. d {kind.address} (0-4), k {keys.address}, items {items.address}, pass {passed.address} (1/0).",
        f"How do I handle all my door types in one place? Type byte {kind.address}, 0 to 4. Open (0): go. Locked (1): costs a key from {keys.address}, and is open (0) from then on; no key, no way. Boss door (2): the big key ${big:02X} in {items.address} opens it and is kept. One-way (3): he passes and it turns into a wall (4). Wall: nothing. Answer 1 or 0 in {passed.address}.",
        f"door [{kind.address}]: 0 free, 1 small key (count {keys.address}), 2 big key (${big:02X} in {items.address}), 3 one-way -> 4, 4 wall. unlocking makes it 0. passed {passed.address} 1/0.",
    )


def warp_by_number(draw: Drawer) -> Made:
    warp, room, x, y = draw.variable(8, below=4), draw.variable(8), draw.variable(16), draw.variable(16)
    came_from = draw.variable(8)
    rng = draw.rng
    rooms = Table("WarpRoomTable", "room", tuple(rng.sample(range(1, 250), 4)))
    columns = Table("WarpColumnTable", "column", tuple(rng.randrange(1, 15) for _ in range(4)))
    lines = Table("WarpRowTable", "row", tuple(rng.randrange(1, 14) for _ in range(4)))
    program = (
        put(came_from, room),
        put(room, at(rooms, warp)),
        put(x, plus(Shifted(Widened(Read(at(columns, warp))), "left", 4), 8)),
        put(y, Shifted(Widened(Read(at(lines, warp))), "left", 4)),
    )
    return program, (
        f"Take warp {warp.address} (0 to 3): remember the room {room.address} in {came_from.address}, go to room {listed(rooms)}, and put the hero in the middle of column {list(columns.values)} (x word {x.address} = 16 * column + 8) at the top of row {list(lines.values)} (y word {y.address} = 16 * row).",
        f"from = room; room = R[w]; x = C[w] * 16 + 8; y = L[w] * 16. w {warp.address} < 4, from {came_from.address}, room {room.address}, words x {x.address}, y {y.address}; R = {listed(rooms)}, C = {listed(columns)}, L = {listed(lines)}.",
        f"How do I build a warp table? Each of four warps has a room ({', '.join(map(str, rooms.values))}), a block column ({', '.join(map(str, columns.values))}) and a block row ({', '.join(map(str, lines.values))}). Number in {warp.address}, valid. Room byte {room.address} (its old value goes to {came_from.address} for the way back); 16-bit pixel position {x.address}/{y.address}: blocks are 16 px, x plus half a block, y without.",
        f"warp [{warp.address}]: old room {room.address} -> {came_from.address}, new room {listed(rooms)}, x {x.address} = col*16+8 of {list(columns.values)}, y {y.address} = row*16 of {list(lines.values)}.",
    )


def room_turns(draw: Drawer) -> Made:
    turned, exits, shown = draw.variable(8, below=4), draw.variable(8, below=16), draw.variable(8)
    bits = Algorithms(draw).own("bits")
    program = (
        put(bits, exits),
        Repeat(
            Read(turned),
            (
                put(bits, Shifted(Read(bits), "left", 1)),
                when(Bits(Read(bits), 0x10, "any"), put(bits, toggled(bits, 0x11))),
            ),
        ),
        put(shown, bits),
    )
    return program, (
        f"A room can be turned by quarter turns {turned.address} (0 to 3). Its exits are the four bits of {exits.address} (below 16), bit 0 north, 1 east, 2 south, 3 west; each turn moves every exit to the next bit and west to north. Store the resulting exits at {shown.address}.",
        f"byte[{shown.address}] = 4-bit rotate left of byte[{exits.address}] (< 16) by byte[{turned.address}] (< 4).",
        f"How do I rotate a door mask? {exits.address}: N=1, E=2, S=4, W=8, nothing else set. The room stands {turned.address} times 90 degrees clockwise from its plan (0-3 times), so N becomes E, E S, S W, W N each time. Doors as they are now: {shown.address}.",
        f"rotl4({exits.address}, {turned.address}) -> {shown.address}; mask < 16, count < 4.",
    )


def invisible_path(draw: Drawer) -> Made:
    step, direction, place = draw.variable(8, below=8), draw.variable(8, below=4), draw.variable(8)
    falls = draw.variable(8)
    way = Table("HiddenPathTable", "direction", tuple(draw.rng.randrange(4) for _ in range(8)))
    done = draw.rng.randrange(1, 200)
    program = (
        If(
            check(direction, "==", at(way, step)),
            (
                put(step, masked(plus(step, 1), 7)),
                when(check(step, "==", 0), put(place, done)),
            ),
            (put(step, 0), more_up_to(falls, 255)),
        ),
    )
    told = ", ".join(map(str, way.values))
    return program, (
        f"The invisible bridge has eight steps in the directions {told}. {step.address} (0 to 7) is the step reached, {direction.address} (0 to 3) the direction he takes. Right: next step; after the eighth the step is 0 again and {place.address} = {done}. Wrong: back to step 0 and one fall more in {falls.address} (up to 255).",
        f"d == ({told})[s] ? (s = (s + 1) & 7, s == 0 ? place = {done} : 0) : (s = 0, falls = min(falls + 1, 255)). s {step.address} < 8, d {direction.address} < 4, place {place.address}, falls {falls.address}.",
        f"How do I do a path that the player must know by heart? His step number is {step.address}, below 8, and the way is {listed(way)}. Compare the entry for this step with the direction byte {direction.address}, below 4. A match advances; the last match wins: step 0 and {done} into {place.address}. A miss drops him: step 0, and {falls.address} counts it (saturating).",
        f"hidden path {told}: step {step.address} (0-7), input dir {direction.address}. match: next (after the 8th: step 0 & {place.address} = {done}); mismatch: step 0 & ++{falls.address} (max 255).",
    )


def twin_teleporter(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    colors = draw.array(8, length)
    pad = draw.variable(8, below=length)
    own = Algorithms(draw).own
    place, left = own("place"), own("left")
    program = (
        put(place, pad),
        put(left, length - 1),
        While(
            check(left, "!=", 0),
            (
                put(place, masked(plus(place, 1), length - 1)),
                when(check(at(colors, place), "==", at(colors, pad)), put(pad, place), Stop()),
                less(left),
            ),
        ),
    )
    return program, (
        f"Teleporters: {length} pads with colors in the bytes from {colors.address}. The hero on pad {pad.address} (below {length}) goes to the next pad of the same color, searching upwards and around the end; if there is no other he stays.",
        f"p = first j in p+1, p+2, ..., p-1 (mod {length}) with c[j] == c[p], else p. p {pad.address}, c {colors.address}.",
        f"How do I link teleport pads by color instead of a table? {length} color bytes at {colors.address}; he stands on number {pad.address}, a valid one. Find the next number of equal color, {length - 1} being followed by 0, and store it there. A color that occurs only once leads nowhere.",
        f"next equal color after index [{pad.address}] in ring {colors.address}[{length}] -> same byte; unchanged if single.",
    )


def depth_by_water_level(draw: Drawer) -> Made:
    floor = draw.array(8)
    looks = draw.array(8, floor.length)
    level, deep = draw.variable(8), draw.variable(8)
    shallow = draw.one(4, 8, 16)
    dry, low, high = draw.rng.sample(range(0x60), 3)
    own = Algorithms(draw).own
    depth = own("depth")
    program = (
        put(deep, 0),
        Each(
            (floor, looks),
            (
                If(
                    check(Here(floor), ">=", level),
                    (put(Here(looks), dry),),
                    (
                        put(depth, minus(level, Here(floor))),
                        If(
                            check(depth, "<=", shallow),
                            (put(Here(looks), low),),
                            (put(Here(looks), high), more(deep)),
                        ),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Flood a room to the level {level.address}: the {where(floor)} are floor heights. Where the floor is at least as high as the water the look (bytes from {looks.address}) is ${dry:02X}; up to {shallow} below it ${low:02X} (shallow), deeper ${high:02X}, and the deep cells are counted at {deep.address}.",
        f"look[i] = f[i] >= L ? ${dry:02X} : L - f[i] <= {shallow} ? ${low:02X} : ${high:02X}; n = #deep. f {where(floor)}, look {looks.address}, L {level.address}, n {deep.address}.",
        f"How do I choose water tiles from a height map? Heights: {floor.length} bytes at {floor.address}; tiles out: {looks.address}. Water stands at {level.address}, unsigned. Dry (height >= water) ${dry:02X}; 1 to {shallow} deep ${low:02X}; more than {shallow} ${high:02X}. I also need the number of cells to swim in, {deep.address}.",
        f"water at [{level.address}] over heights {floor.address}[{floor.length}] -> tiles {looks.address}: ${dry:02X} dry, ${low:02X} up to {shallow} deep, ${high:02X} deeper; deep ones counted {deep.address}.",
    )


def platforms_by_beat(draw: Drawer) -> Made:
    patterns = draw.array(8, draw.one(4, 6, 8))
    solid = draw.array(8, patterns.length)
    beat = draw.variable(8)
    bits = Table("BeatBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    bit = Algorithms(draw).own("bit")
    on, off = draw.one((1, 0), (0xFF, 0), (0x80, 0x00))
    program = (
        more(beat),
        put(bit, at(bits, masked(beat, 7))),
        Each(
            (patterns, solid),
            (put(Here(solid), either(check(masked(Here(patterns), bit), "!=", 0), on, off)),),
        ),
    )
    return program, (
        f"Rhythm platforms: raise the beat {beat.address} by 1 (wraps); its low 3 bits number a bit in each platform's pattern (bytes from {patterns.address}, {patterns.length} platforms). Set: solid byte (from {solid.address}) = ${on:02X}, clear: ${off:02X}.",
        f"b = ++byte[{beat.address}] & 7; solid[i] = pat[i] >> b & 1 ? ${on:02X} : ${off:02X}. pat {patterns.address}, solid {solid.address}, {patterns.length} bytes each.",
        f"How do I make blocks appear and vanish in time with the music? Every beat: counter {beat.address} + 1. Block i has an eight-beat pattern in byte {patterns.address} + i, bit 0 for the beat whose number is divisible by 8. According to the bit of the new beat write ${on:02X} or ${off:02X} to {solid.address} + i, for all {patterns.length} blocks.",
        f"beat blocks: ++{beat.address}; bit (beat & 7) of pattern {patterns.address}+i -> solid {solid.address}+i = ${on:02X}/${off:02X}, {patterns.length} blocks.",
    )


def door_slides(draw: Drawer) -> Made:
    hero, door, opened = draw.variable(16), draw.variable(16), draw.variable(8)
    most, near, step = draw.one(16, 24, 32), draw.rng.randrange(24, 64), draw.one(1, 2)
    program = (
        If(
            check(Binary("distance", Read(hero), Read(door)), "<", near),
            (more_up_to(opened, most, step),),
            (less_down_to(opened, 0, step),),
        ),
    )
    return program, (
        f"Automatic sliding door: while the hero ({hero.address}) is less than {near} px from it ({door.address}, x words) its opening {opened.address} grows by {step} px a frame up to {most}, otherwise it shrinks by {step} down to 0.",
        f"o = |h - d| < {near} ? min(o + {step}, {most}) : max(o - {step}, 0). h {hero.address}, d {door.address} unsigned words; o {opened.address}.",
        f"How do I code a sci-fi door that opens when somebody comes? Positions: visitor word {hero.address}, door word {door.address}; the sensor sees less than {near} pixels. Gap width in pixels: byte {opened.address}, 0 closed, {most} fully open; {step} per call in the needed direction, no further than these ends.",
        f"sensor door: dist < {near} -> {opened.address} += {step} (max {most}), else -= {step} (min 0); x {hero.address} / {door.address}.",
    )


def logic_gate_door(draw: Drawer) -> Made:
    first, second = draw.variable(8), draw.variable(8)
    kind, door = draw.variable(8, below=4), draw.variable(8)
    result = Algorithms(draw).own("result")
    bit = draw.one(0x01, 0x80, 0x10)
    program = (
        Switch(
            Read(kind),
            (
                (0, (put(result, masked(first, second)),)),
                (1, (put(result, joined(first, second)),)),
                (2, (put(result, toggled(first, second)),)),
                (3, (put(result, toggled(joined(first, second), 0xFF)),)),
            ),
        ),
        put(door, either(Bits(Read(result), bit, "any"), 1, 0)),
    )
    return program, (
        f"A door is driven by two switches (bit ${bit:02X} of {first.address} and of {second.address}) through a gate {kind.address}: 0 AND, 1 OR, 2 XOR, 3 NOR. {door.address} = 1 (open) or 0.",
        f"byte[{door.address}] = gate(a, b) of bit ${bit:02X}: 0 a & b, 1 a | b, 2 a ^ b, 3 !(a | b); a {first.address}, b {second.address}, gate {kind.address} < 4.",
        f"How do I build logic gates for a redstone puzzle? Inputs: mask ${bit:02X} in the bytes {first.address} and {second.address}. Sort of gate: {kind.address}, valid: 0 both, 1 at least one, 2 exactly one, 3 none. Output 1 or 0 to {door.address}.",
        f"gate [{kind.address}] (0 AND 1 OR 2 XOR 3 NOR) on ${bit:02X} of {first.address}, {second.address} -> {door.address} 0/1.",
    )


def room_reset_spares_some(draw: Drawer) -> Made:
    states = draw.array(8, 8)
    kept, count = draw.variable(8), draw.variable(8)
    start = Table("StartStateTable", "state", tuple(draw.rng.randrange(0, 30) for _ in range(8)))
    own = Algorithms(draw).own
    bits, place = own("bits"), own("place")
    program = (
        put(bits, kept),
        put(place, 0),
        put(count, 0),
        Repeat(
            Number(8),
            (
                when(
                    Bits(Read(bits), 1, "none"),
                    put(at(states, masked(place, 7)), at(start, masked(place, 7))),
                    more(count),
                ),
                put(bits, Shifted(Read(bits), "right", 1)),
                more(place),
            ),
        ),
    )
    told = ", ".join(map(str, start.values))
    return program, (
        f"When a room is entered again its 8 objects (states from {states.address}) start over with the states {told}, except those whose bit in {kept.address} is set (object i: bit i). Number of objects reset to {count.address}.",
        f"for i < 8: if !(k >> i & 1): s[i] = ({told})[i], ++n. k {kept.address}, s {states.address}, n {count.address} from 0.",
        f"How do I reset a room without bringing back what is gone for good? Persistent bits {kept.address}, lowest bit for object 0. Every object without its bit gets its initial state ({listed(start)}) in the 8 bytes at {states.address}. Tell me how many that were in {count.address}.",
        f"re-enter room: objects {states.address}[8] back to {told} unless their bit in {kept.address} is set; resets -> {count.address}.",
    )


def boulder_fills_hole(draw: Drawer) -> Made:
    row = draw.array(8, 16)
    cell, right, filled = draw.variable(8, below=16), draw.variable(8, below=2), draw.variable(8)
    wall, hole = draw.rng.sample((0x80, 0x40, 0x20, 0x10, 0x08), 2)
    target = Algorithms(draw).own("target")
    program = (
        put(target, masked(either(check(right, "!=", 0), plus(cell, 1), minus(cell, 1)), 15)),
        when(Bits(Read(at(row, target)), wall, "any"), Stop()),
        put(cell, target),
        when(
            Bits(Read(at(row, target)), hole, "any"),
            put(at(row, target), masked(at(row, target), 0xFF - hole)),
            put(cell, 0xFF),
            more(filled),
        ),
    )
    return program, (
        f"Push the boulder in cell {cell.address} (0 to 15) of a 16-cell row (bytes from {row.address}, around the ends), to the right if {right.address} is 1, left if 0. A wall (bit ${wall:02X}) stops it. Otherwise it moves; if the new cell is a hole (bit ${hole:02X}), that bit is cleared, the boulder's cell becomes $FF, and {filled.address} goes up.",
        f"t = (c + (r ? 1 : -1)) & 15; if !(a[t] & ${wall:02X}): c = t; if a[t] & ${hole:02X}: a[t] &= ${0xFF - hole:02X}, c = $FF, ++n. c {cell.address} < 16, r {right.address} < 2, a {row.address}, n {filled.address}.",
        f"How do I let boulders plug holes as in Lolo? Row of 16 tiles at {row.address}, closed to a ring; ${wall:02X} in a tile is solid, ${hole:02X} a hole. Link pushes the boulder, which lies on tile number {cell.address} (valid), to the side {right.address} (1 up the row, 0 down). Solid blocks everything. A hole swallows it: the tile isn't a hole any more, the boulder has position $FF and {filled.address} counts one more.",
        f"push boulder at [{cell.address}] (0-15) dir [{right.address}] (1 = +1, 0 = -1, ring) over tiles {row.address}: ${wall:02X} blocks; ${hole:02X} -> bit off, boulder $FF, ++{filled.address}; else it just moves.",
    )


def stepping_toggles_neighbours(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    tiles = draw.array(8, length)
    cell, lit = draw.variable(8, below=length), draw.variable(8)
    mark = draw.one(0x01, 0x80, 0xFF)
    mask = length - 1
    program = (
        put(at(tiles, cell), toggled(at(tiles, cell), mark)),
        put(at(tiles, masked(plus(cell, 1), mask)), toggled(at(tiles, masked(plus(cell, 1), mask)), mark)),
        put(at(tiles, masked(minus(cell, 1), mask)), toggled(at(tiles, masked(minus(cell, 1), mask)), mark)),
        put(lit, Count(tiles, check(Here(tiles), "!=", 0))),
    )
    return program, (
        f"A ring of {length} floor tiles (bytes from {tiles.address}): stepping on tile {cell.address} (below {length}) flips the bits ${mark:02X} of it and of both neighbours (after {length - 1} comes 0). Then count the tiles that aren't 0 at {lit.address}.",
        f"for j in (c - 1, c, c + 1) mod {length}: t[j] ^= ${mark:02X}; n = #(t != 0). c {cell.address}, t {tiles.address}, n {lit.address}.",
        f"How do I do a circular light puzzle? {length} lights at {tiles.address}, a byte each. Number {cell.address}, always valid, is touched: it and the two beside it, cyclically, are exclusive-ored with ${mark:02X}. Afterwards {lit.address} tells how many are nonzero.",
        f"ring of {length} lights {tiles.address}: toggle ${mark:02X} at [{cell.address}] and both neighbours, lit (nonzero) count -> {lit.address}.",
    )


RECIPES = (
    all_goals_covered,
    statues_weigh_down_gate,
    map_cell_look,
    door_lets_through,
    warp_by_number,
    room_turns,
    invisible_path,
    twin_teleporter,
    depth_by_water_level,
    platforms_by_beat,
    door_slides,
    logic_gate_door,
    room_reset_spares_some,
    boulder_fills_hole,
    stepping_toggles_neighbours,
)
