"""Rooms that are puzzles: doors, levers, statues, scales, floors to paint, lifts, dials, gas and lost woods."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Compared,
    Each,
    Fill,
    Fold,
    Here,
    If,
    Index,
    Number,
    Position,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Stop,
    Switch,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
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


def door_from_both_sides(draw: Drawer) -> Made:
    doors = draw.array(8, draw.one(8, 16, 32))
    room, other = draw.variable(8, below=doors.length), draw.variable(8, below=doors.length)
    way, opened = draw.variable(8, below=4), draw.variable(8)
    here = Table("SideTable", "door bit", (1, 2, 4, 8))
    there = Table("FarSideTable", "opposite door bit", (2, 1, 8, 4))
    program = (
        put(opened, 0),
        If(Compared("==", masked(at(doors, room), at(here, way)), Number(0)), (Stop(),)),
        If(Compared("==", masked(at(doors, other), at(there, way)), Number(0)), (Stop(),)),
        put(opened, 1),
        put(room, other),
    )
    return program, (
        f"A doorway can be used only if it's open on both sides. Door bits by room: {where(doors)} (1 north, 2 south, 4 west, 8 east). Leaving room {room.address} in direction {way.address} (0 north, 1 south, 2 west, 3 east) for room {other.address}: if this room's door that way and the other room's opposite door are both open, {room.address} becomes the other room and {opened.address} is 1; else {opened.address} is 0. Room numbers are below {doors.length}.",
        f"Pass door: d = {way.address} (0 N, 1 S, 2 W, 3 E; bits 1, 2, 4, 8). Need door[{room.address}] & bit(d) and door[{other.address}] & bit(opposite d). Both: {room.address} = {other.address}, {opened.address} = 1; otherwise {opened.address} = 0. door = {where(doors)}, rooms < {doors.length}.",
        f"How do I check a door from both rooms? Masks N=1 S=2 W=4 E=8, one byte per room from {doors.address} ({doors.length} rooms). Current {room.address}, neighbour {other.address}, exit 0-3 in that order {way.address}. North pairs with south, west with east. Open: move there and {opened.address}=1, shut: {opened.address}=0.",
        f"Write a routine that walks through a door. Bits 0 to 3 of a room's byte (one of the {where(doors)}) tell whether its north, south, west and east doors are open. The hero leaves {room.address} by door {way.address} (0 to 3, same order) towards {other.address} (both under {doors.length}) and arrives (number copied to {room.address}, 1 in {opened.address}) if the far room's facing door is open as well; if either is shut {opened.address} is 0.",
    )


def statues_face_right(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    facing = draw.array(8, count)
    wanted = Table("FacingTable", "facing", tuple(draw.rng.randrange(4) for _ in range(count)))
    which, solved = draw.variable(8, below=count), draw.variable(8)
    wrong = Algorithms(draw).own("wrong")
    program = (
        put(at(facing, which), masked(plus(at(facing, which), 1), 3)),
        put(wrong, 0),
        Each((facing,), (when(check(Here(facing), "!=", at(wanted, Index())), more(wrong)),)),
        put(solved, wrong),
    )
    shown = " ".join(map(str, wanted.values))
    return program, (
        f"Statue puzzle: pushing statue {which.address} (below {count}) turns it a quarter: its direction (0-3, one of the {where(facing)}) goes up by 1 and 4 is 0 again, that is, AND 3. Then count how many of the {count} don't look as in the solution {shown}, into {solved.address}; 0 means the puzzle is done.",
        f"dir[s] = (dir[s] + 1) & 3, s = {which.address} < {count}; {solved.address} = how many i have dir[i] != [{shown}][i]. dir: {where(facing)}.",
        f"How do I do turning statues? Directions {where(facing)}; turned one: index {which.address} (under {count}), +1 modulo 4. Number of wrong ones to {solved.address}; right directions in order: {shown}.",
        f"Write a routine for a hall of {count} stone heads. The one with the number in {which.address} (0 to {count - 1}) is rotated to the next of four directions, (old + 1) AND 3, in the {where(facing)}. After it {solved.address} tells how many heads still differ from their proper directions, which are {shown} from the first to the last.",
    )


def beam_meets_mirror(draw: Drawer) -> Made:
    way, mirror, x, y = draw.variable(8, below=4), draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    slash = Table("SlashTable", "direction after a slash mirror", (3, 2, 1, 0))
    back = Table("BackslashTable", "direction after a backslash mirror", (2, 3, 0, 1))
    step = draw.one(1, 1, 8, 16)
    program = (
        If(
            check(mirror, "==", 1),
            (put(way, at(slash, way)),),
            (when(check(mirror, "==", 2), put(way, at(back, way))),),
        ),
        Switch(Read(way), ((0, (less(y, step),)), (1, (more(y, step),)), (2, (less(x, step),)), (3, (more(x, step),)))),
    )
    return program, (
        f"A light beam (direction {way.address}: 0 up, 1 down, 2 left, 3 right) is on a cell with mirror {mirror.address}: 0 none, 1 '/', 2 '\\'. '/' turns up into right, down into left, left into down, right into up; '\\' turns up into left, down into right, left into up, right into down. Then it goes on by {step} in the new direction: x {x.address}, y {y.address} (down grows), bytes that wrap.",
        f"Beam step. d {way.address} (0 U, 1 D, 2 L, 3 R), mirror {mirror.address} (0-2). 1: d = [3,2,1,0][d]; 2: d = [2,3,0,1][d]. Then y-{step} / y+{step} / x-{step} / x+{step}; x {x.address}, y {y.address}.",
        f"How do I reflect a laser in mirrors? Mirror kind {mirror.address} (0 nothing, 1 swaps up<->right and down<->left, 2 swaps up<->left and down<->right), direction byte {way.address} (up, down, left, right = 0-3). After the turn move {step} along it: column {x.address}, row {y.address}, rows grow downwards.",
        f"Write one step of a light puzzle: kind {mirror.address} of the tile is 0 (empty), 1 (a slash) or 2 (a backslash), and the ray's direction {way.address} is 0 to 3 for up, down, left, right. The slash makes 3, 2, 1, 0 of these, the backslash 2, 3, 0, 1. Store the direction and shift the ray by {step} along it, in {x.address} (x) or {y.address} (y, down is more).",
    )


def scales_balance(draw: Drawer) -> Made:
    left, right = draw.slots(8, 8)
    tilt, door = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    one, other = own("left sum", 16), own("right sum", 16)
    near = draw.one(20, 25, 30, 40, 50)
    program = (
        Set(one, Fold("sum", left, Widened(Read(Here(left))))),
        Set(other, Fold("sum", right, Widened(Read(Here(right))))),
        put(tilt, 0),
        when(check(one, "<", other), put(tilt, 1)),
        If(Compared("<=", Binary("distance", Read(one), Read(other)), Number(near, 16)), (put(door, 1),)),
    )
    return program, (
        f"Balance puzzle: weights on the left pan are the {where(left)}, on the right pan the {where(right)}. {tilt.address} = 1 if the right pan is heavier, else 0. If the sums (16 bits) differ by {near} at most, the door {door.address} opens (1); otherwise it stays as it is.",
        f"l = sum({left.address}..), r = sum({right.address}..), {left.length} bytes each, 16-bit; {tilt.address} = l < r; |l - r| <= {near}: {door.address} = 1.",
        f"How do I compare two pans of a scale? {left.length} byte weights each, at {left.address} and {right.address}; totals need a word. Tilt byte {tilt.address}: 1 = right side down, 0 = not. A difference up to {near} counts as balanced and sets {door.address} to 1 (never clears it).",
        f"Write a routine that weighs two piles of {left.length} stones. The stones' weights are bytes, the first pile's from {left.address}, the second's from {right.address}; add without overflow. Note in {tilt.address} whether the second pile weighs more (1, or 0 if not), and set {door.address} to 1 when neither weighs over {near} more than the other.",
    )


def paint_the_floor(draw: Drawer) -> Made:
    tiles = draw.array(8, draw.one(16, 25, 36))
    cell, painted, failed = draw.variable(8, below=tiles.length), draw.variable(8), draw.variable(8)
    program = (
        If(
            check(at(tiles, cell), "==", 0),
            (put(at(tiles, cell), 1), more(painted), Stop()),
        ),
        Fill(tiles, Number(0)),
        put(painted, 0),
        more_up_to(failed, 255),
    )
    return program, (
        f"Floor of {tiles.length} tiles that may each be stepped on only once ({where(tiles)}, 0 = fresh). The hero steps on tile {cell.address} (below {tiles.length}): a fresh one becomes 1 and {painted.address} goes up by one. On any other the puzzle resets: all tiles 0, {painted.address} 0, and the failures {failed.address} + 1 (stops at 255).",
        f"tile[c] == 0: tile[c] = 1, ++n. Else clear all {tiles.length} tiles, n = 0, fails = min(fails + 1, 255). tile {tiles.address}, c {cell.address} < {tiles.length}, n {painted.address}, fails {failed.address}.",
        f"How do I do 'step on every tile once'? Tile state: {where(tiles)}; current tile {cell.address}; stepped-on count {painted.address}; stepping on a nonzero tile wipes the board and the count and adds one to {failed.address} (saturating).",
        f"Write a routine for the star tiles of a dungeon: index {cell.address} (under {tiles.length}) into the {tiles.length} bytes from {tiles.address}. If the tile is still dark (zero) light it with 1 and count it in {painted.address}. If not, put all of them out, zero the count, and chalk up a failure in {failed.address}, which never passes 255.",
    )


def follow_exits(draw: Drawer) -> Made:
    rooms = draw.one(4, 6, 8)
    links = Table("ExitTable", "exit", tuple(draw.one(0xFF, *range(rooms), *range(rooms)) for _ in range(4 * rooms)))
    room, way, steps = draw.variable(8, below=rooms), draw.variable(8, below=4), draw.variable(8)
    target = Algorithms(draw).own("target")
    program = (
        put(target, at(links, plus(Shifted(Read(room), "left", 2), way))),
        If(check(target, "==", 0xFF), (Stop(),)),
        put(room, target),
        more_up_to(steps, 99),
    )
    return program, (
        f"Room graph: each of {rooms} rooms has four exits, {listed(links)} (room 0 first: north, east, south, west; $FF = wall). From room {room.address} (0-{rooms - 1}) the hero goes {way.address} (0-3 in that order). If there is an exit, {room.address} is the new room and the steps {steps.address} go up by one, to 99 at most; a wall changes nothing.",
        f"t = [{listed(links)}][4 * room + dir]; t != $FF: room = t, steps = min(steps + 1, 99). room {room.address} < {rooms}, dir {way.address} < 4, steps {steps.address}.",
        f"How do I walk a map given as a list of exits? Four bytes per room, $FF none: {listed(links)}. Room byte {room.address} (< {rooms}), direction byte {way.address} (< 4), move counter {steps.address} (stuck at 99), counted only when the move works.",
        f"Write a routine for a text adventure. The exits of its {rooms} places are 4 bytes a place, {listed(links)}, where $FF says you can't go there. Place {room.address}, exit {way.address} (0 to 3): take the byte, and unless it's $FF store it as the place and add one to the moves {steps.address} (no more than 99).",
    )


def lever_code(draw: Drawer) -> Made:
    history, lever, door = draw.variable(16), draw.variable(8, below=16), draw.variable(8)
    digit = draw.rng.randrange(16)
    flag = 1 << draw.rng.randrange(8)
    made = joined(Shifted(Read(history), "left", 4), Widened(Read(lever)))
    program = (
        put(history, made),
        put(door, masked(door, 0xFF - flag)),
        when(Compared("==", masked(history, 0x0F), Number(digit, 16)), put(door, joined(door, flag))),
    )
    return program, (
        f"The last four levers are kept as the hex digits of the word {history.address}: shift it left by one digit and put lever {lever.address} (0-15) in at the right. Flag ${flag:02X} of the door byte {door.address} is on if the newest one is lever {digit}, else off.",
        f"h = h << 4 | lever; ${flag:02X} of {door.address} = lever is {digit}. h = word {history.address}, lever = {lever.address} < 16.",
        f"How do I remember the last four lever pulls in one word? {history.address}: newest in bits 0-3, oldest falls out at the top. Pulled lever: byte {lever.address} under 16. Set mask ${flag:02X} in {door.address} when it was number {digit}, clear it when it was another; leave the other bits.",
        f"Write a routine that logs levers: move the nibbles of the 16-bit log {history.address} up by one place (the top one is lost), enter the lever's number {lever.address} (always below 16) as the lowest, then switch bit mask ${flag:02X} of {door.address} on for lever {digit} and off for any other.",
    )


def basins_even_out(draw: Drawer) -> Made:
    one, other, valve = draw.variable(8), draw.variable(8), draw.variable(8)
    bit, flow = 1 << draw.rng.randrange(8), draw.one(1, 1, 2)
    program = (
        If(Bits(Read(valve), bit, "none"), (Stop(),)),
        If(
            Compared("<=", Binary("distance", Read(one), Read(other)), Number(flow)),
            (Stop(),),
        ),
        If(check(one, ">", other), (less(one, flow), more(other, flow)), (more(one, flow), less(other, flow))),
    )
    return program, (
        f"Two basins joined by a pipe: while the valve is open (${bit:02X} in {valve.address}) {flow} per call flows from the higher level to the lower one, unless they differ by {flow} or less. Levels: {one.address} and {other.address}, unsigned bytes.",
        f"if {valve.address} & ${bit:02X} and |a - b| > {flow}: move {flow} from the larger to the smaller. a {one.address}, b {other.address}.",
        f"How do I equalise two water levels, {flow} step at a time? Level bytes {one.address}, {other.address}; valve bit ${bit:02X} of {valve.address} must be set; stop when the gap is at most {flow}.",
        f"Write a routine for connected water tanks. With the sluice shut (mask ${bit:02X} of {valve.address} clear) nothing flows. With it open the fuller of the tanks {one.address} and {other.address} gives {flow} to the other, provided it holds more than {flow} more.",
    )


def emblems_enough(draw: Drawer) -> Made:
    emblems, need, door = draw.variable(8), draw.variable(8, below=9), draw.variable(8)
    own = Algorithms(draw).own
    rest, count = own("rest"), own("count")
    program = (
        put(rest, emblems),
        put(count, 0),
        Repeat(
            Number(8),
            (
                when(Bits(Read(rest), 1, "any"), more(count)),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
        If(check(count, ">=", need), (put(door, 0), Stop())),
        put(door, minus(need, count)),
    )
    return program, (
        f"Boss door: it opens with any {need.address} (0-8) of the eight emblems in {emblems.address}. Write how many are still missing to {door.address}; 0 if there are enough.",
        f"{door.address} = max({need.address} - popcount({emblems.address}), 0); need < 9.",
        f"How do I open a gate for N of 8 medals, whichever they are? Medal bits {emblems.address}, N in {need.address} (at most 8), missing number to {door.address}, not negative.",
        f"Write a routine that tells the hero how many crests he lacks. He has one for each bit set in {emblems.address}; the lock asks for {need.address}, never more than 8. The difference goes to {door.address}, or zero once he has that many or more.",
    )


def panels_in_wave(draw: Drawer) -> Made:
    panels, frame, hurt = draw.array(8, draw.one(4, 6, 8)), draw.variable(8), draw.variable(8)
    hero, shift = draw.variable(8, below=panels.length), draw.one(2, 3, 4)
    spikes = draw.rng.randrange(2, 20)
    own = Algorithms(draw).own
    phase = own("phase")
    program = (
        put(phase, Shifted(Read(frame), "right", shift)),
        Each((panels,), (put(Here(panels), masked(phase, 3)), more(phase))),
        when(check(at(panels, hero), "==", 3), less_down_to(hurt, 0, spikes)),
    )
    return program, (
        f"A wave of spike panels: panel i of the {where(panels)} gets ((frame / {1 << shift}) + i) & 3, with frame = {frame.address}. State 3 means the spikes are out: if the hero's panel {hero.address} (below {panels.length}) has it, he loses {spikes} of {hurt.address} (floor 0).",
        f"p[i] = (({frame.address} >> {shift}) + i) & 3 for {panels.length} bytes at {panels.address}; p[{hero.address}] == 3: {hurt.address} = max({hurt.address} - {spikes}, 0). Hero index < {panels.length}.",
        f"How do I run spikes down a corridor? One state byte (0-3) for each of {panels.length} panels from {panels.address}: frame counter {frame.address} shifted right by {shift}, plus the panel's number, modulo 4. Hero stands on panel {hero.address} (< {panels.length}); on state 3 subtract {spikes} from HP {hurt.address}, no wrap.",
        f"Write a trap corridor of {panels.length} floor plates ({panels.address} on, bytes). All move in a rhythm: each plate's state is one more than the one before it, modulo 4, and plate 0 has bits {shift} and {shift + 1} of the frame count {frame.address}. After all have been set, whoever stands on plate {hero.address} (under {panels.length}) in state 3 pays {spikes} points of {hurt.address}, at the least down to zero.",
    )


def key_of_its_color(draw: Drawer) -> Made:
    colors = draw.one(3, 4)
    keys = draw.array(8, colors)
    color, master, door = draw.variable(8, below=colors), draw.variable(8), draw.variable(8)
    bit = draw.one(0x80, 0x01)
    program = (
        put(door, 0),
        If(Bits(Read(master), bit, "any"), (put(door, 1), Stop())),
        If(check(at(keys, color), "==", 0), (Stop(),)),
        put(at(keys, color), minus(at(keys, color), 1)),
        put(door, 1),
    )
    return program, (
        f"Coloured doors: the door's colour {color.address} (0 to {colors - 1}) needs a key of that colour ({where(keys)}: how many of each), which is used up. Whoever has the master key (${bit:02X} in {master.address}) needs none and uses none. {door.address} = 1 if it opens, otherwise 0.",
        f"open = master ({master.address} & ${bit:02X}) or keys[c] > 0 (then --keys[c], not with master); c = {color.address} < {colors}, keys = {where(keys)}; {door.address} = 1/0.",
        f"How do I handle {colors} colours of keys and a skeleton key? counts: {where(keys)}; colour index {color.address} below {colors}; skeleton key bit ${bit:02X} of {master.address} opens everything for free; result byte {door.address}, 1 opened, 0 locked.",
        f"Write what happens at a lock of colour {color.address} (less than {colors}). Mask ${bit:02X} of {master.address} stands for a key that opens all and wears none out. Without it one key of this colour is spent from the list at {keys.address} ({colors} bytes), if there is one. Tell in {door.address} whether the door opened: 1, or 0.",
    )


def lost_woods(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8)
    path = Table("PathTable", "right direction", tuple(draw.rng.randrange(4) for _ in range(length)))
    way, place, out = draw.variable(8, below=4), draw.variable(8, below=length), draw.variable(8)
    first = path.values[0]
    program = (
        put(out, 0),
        If(
            check(way, "==", at(path, place)),
            (more(place), when(check(place, "==", length), put(place, 0), put(out, 1))),
            (put(place, 0), when(check(way, "==", first), put(place, 1))),
        ),
    )
    shown = ", ".join(map(str, path.values))
    return program, (
        f"Lost woods: the right way through is {shown} (0 up, 1 down, 2 left, 3 right). The hero leaves the screen in direction {way.address} (0-3) having {place.address} right turns behind him (below {length}). A right turn counts one more, and the last one gets him out: {out.address} = 1 and the count 0. A wrong one makes the count 0, or 1 if it is the first direction of the way. In all other cases {out.address} = 0.",
        f"d == path[n]: ++n, n == {length} -> n = 0, out = 1. Else n = (d == {first}). out = 0 otherwise. path = {shown}; d {way.address} < 4, n {place.address} < {length}, out {out.address}.",
        f"How do I code a forest maze with the solution {shown}? Exit taken: byte {way.address} (0-3). Progress {place.address} under {length}. Wrong exit: back to the beginning, but a wrong exit that equals the first step ({first}) counts as the first step. Solved: {out.address} = 1 and progress 0, not solved: {out.address} = 0.",
        f"Write a routine for a magic forest with the path {shown}. Compare direction {way.address} (below 4) with step number {place.address} (below {length}) of the path. Equal: next step; after step {length - 1} the hero is through, which sets {out.address} to 1 and the step to 0. Unequal: the step becomes 1 for direction {first}, 0 for the others. Unless he is through {out.address} is 0.",
    )


def lift_serves_calls(draw: Drawer) -> Made:
    floor, calls, way, wait = draw.variable(8, below=8), draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    stay = draw.rng.randrange(20, 120)
    masks = Table("FloorMaskTable", "floor mask", tuple(1 << n for n in range(8)))
    bit = Algorithms(draw).own("bit")
    program = (
        put(bit, at(masks, floor)),
        If(
            Compared("!=", masked(calls, bit), Number(0)),
            (put(calls, toggled(calls, bit)), put(wait, stay), Stop()),
        ),
        If(check(calls, "==", 0), (Stop(),)),
        when(check(floor, "==", 7), put(way, 1)),
        when(check(floor, "==", 0), put(way, 0)),
        If(check(way, "==", 0), (more(floor),), (less(floor),)),
    )
    return program, (
        f"Lift with 8 floors: calls are bits of {calls.address}, it is at floor {floor.address} (0-7). If this floor is called, clear its bit and open the door for {stay} frames ({wait.address}). Otherwise, if there is any call, it goes one floor up ({way.address} = 0) or down (1); before that it turns to down on floor 7 and to up on floor 0.",
        f"bit floor of calls: clear it, wait = {stay}, done. No calls: done. floor 7 -> dir = 1, floor 0 -> dir = 0; floor += dir ? -1 : 1. floor {floor.address} < 8, calls {calls.address}, dir {way.address} (0/1), wait {wait.address}.",
        f"How do I run an elevator that answers calls? Floor {floor.address} (under 8), call mask {calls.address} (bit n: floor n), direction {way.address} (0 up, 1 down, reversed at the ends), door timer {wait.address} = {stay} on arriving at a called floor, whose bit goes off. One floor a call, none without calls.",
        f"Write a step of a lift. Is the bit of floor {floor.address} (0 to 7) on in {calls.address}? Then switch it off and write {stay} to {wait.address}, that is all. Else with no bit on at all it rests. Else it moves by one floor, upwards if {way.address} is 0, downwards if it is 1, where the top floor first makes it 1 and the bottom floor makes it 0.",
    )


def dial_lock(draw: Drawer) -> Made:
    dial, turn, before, step = (
        draw.variable(8, below=40),
        draw.variable(8, below=2),
        draw.variable(8, below=2),
        draw.variable(8, below=3),
    )
    numbers = Table("CombinationTable", "combination", tuple(draw.rng.sample(range(40), 3)))
    program = (
        when(
            check(turn, "!=", before),
            If(check(dial, "==", at(numbers, step)), (more(step),), (put(step, 0),)),
            put(before, turn),
        ),
        If(
            check(turn, "==", 0),
            (more(dial), when(check(dial, "==", 40), put(dial, 0))),
            (If(check(dial, "==", 0), (put(dial, 39),), (less(dial),)),),
        ),
    )
    shown = "-".join(map(str, numbers.values))
    return program, (
        f"A safe's dial has 40 marks and the combination {shown}. The hero turns it one mark: {turn.address} is 0 for up, 1 for down. If that differs from the last turn {before.address}, the mark {dial.address} he turned back on counts: right for step {step.address} (0-2) means one step more, wrong means step 0; the new turn is remembered. Then the dial moves, 39 and 0 are neighbours. (The step becomes 3 when it's open.)",
        f"turn != last: step = dial == [{', '.join(map(str, numbers.values))}][step] ? step + 1 : 0; last = turn. dial = (dial + (turn ? 39 : 1)) % 40. dial {dial.address} < 40, turn {turn.address} & last {before.address} 0/1, step {step.address} < 3 on entry.",
        f"How do I do a combination dial ({shown})? Position {dial.address} 0-39, direction {turn.address} (0 plus, 1 minus), previous direction {before.address}, digits found {step.address} (0 to 2 on entry). On a change of direction compare the position with the next number: step + 1 or back to 0, and copy the direction. In any case move by one, wrapping around.",
        f"Write a turn of a combination lock. The knob at {dial.address} (below 40) goes one up for direction {turn.address} = 0, one down for 1, round in a circle of 40. Before it moves, a direction unlike the previous one {before.address} (0 or 1) checks the knob: at number {step.address} (0 first, below 3) of {shown} the step grows by 1, elsewhere it falls to 0; the previous direction is updated.",
    )


def gas_fills_room(draw: Drawer) -> Made:
    gas, mask, hp, vents = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8, below=5)
    limit, bit, most = draw.rng.randrange(60, 150), 1 << draw.rng.randrange(8), draw.one(200, 240, 255)
    speed = draw.one(5, 6, 7, 8)
    program = (
        put(gas, Saturating("add", Read(gas), Number(speed), most)),
        put(gas, Saturating("subtract", Read(gas), Scaled(Read(vents), 2), 0)),
        If(check(gas, "<", limit), (Stop(),)),
        when(Bits(Read(mask), bit, "none"), less_down_to(hp, 0)),
    )
    return program, (
        f"Poison gas: each tick the room's gas {gas.address} grows by {speed} ({most} at most), then each open vent ({vents.address}, 0-4) lets out 2 (not below 0). At {limit} or more the hero loses 1 HP ({hp.address}, min 0) unless he wears a mask (${bit:02X} in {mask.address}).",
        f"g = min(g + {speed}, {most}); g = max(g - 2*v, 0); g >= {limit} && !({mask.address} & ${bit:02X}): hp = max(hp - 1, 0). g {gas.address}, v {vents.address} < 5, hp {hp.address}.",
        f"How do I fill a room with gas that vents can clear? Level {gas.address}: +{speed} to a ceiling of {most}, minus twice {vents.address} (number of vents, under 5), floor zero. Level {limit}+ costs one of {hp.address} a call, not with the mask flag ${bit:02X} of {mask.address}, and never below zero.",
        f"Write a trap room. Gas {gas.address} rises by {speed} and stops at {most}; {vents.address} fans (four at the most) take away two each, down to none. A hero without the mask, bit value ${bit:02X} of {mask.address}, suffers a point of {hp.address} when the gas has reached {limit}, unless he has none.",
    )


def mirrored_pads(draw: Drawer) -> Made:
    pads, hero, busy = draw.array(8, draw.one(4, 8, 16)), draw.variable(8), draw.variable(8)
    pause = draw.rng.randrange(10, 60)
    found = Algorithms(draw).own("pad")
    program = (
        If(check(busy, "!=", 0), (less(busy), Stop())),
        Set(found, Position(pads, check(Here(pads), "==", hero), 0xFF)),
        If(check(found, "==", 0xFF), (Stop(),)),
        put(hero, at(pads, toggled(found, 1))),
        put(busy, pause),
    )
    return program, (
        f"Warp pads in pairs (0 with 1, 2 with 3 ...): their cells are the {where(pads)}. While {busy.address} isn't 0 it just drops by one. Otherwise, if the hero's cell {hero.address} is that of a pad (the first that fits), he goes to the partner's cell and {busy.address} becomes {pause}, so that he isn't sent back.",
        f"busy? --busy. Else i = first pad[i] == cell; found: cell = pad[i ^ 1], busy = {pause}. pad {where(pads)}, cell {hero.address}, busy {busy.address}.",
        f"How do I link teleporters two by two? List of cells {where(pads)}, entries 2k and 2k+1 belong together; hero {hero.address}; lock-out timer {busy.address} (counts down, no warping meanwhile, {pause} after a warp). Lowest index first; not on a pad: nothing.",
        f"Write a teleporter room. A nonzero {busy.address} is lowered by one and that ends it. At zero look up the cell {hero.address} in the list at {pads.address} ({pads.length} bytes); if it's there at index n (the smallest), the hero's new cell is the entry at n XOR 1, and {busy.address} starts from {pause}.",
    )


def rooms_yet_unseen(draw: Drawer) -> Made:
    exists, seen = draw.slots(8, 8)
    left, total = draw.variable(8), draw.variable(8)
    program = (
        put(left, 0),
        put(total, 0),
        Each(
            (exists, seen),
            (
                when(
                    Bits(Read(Here(exists)), 0x80, "any"),
                    more(total),
                    when(
                        check(Here(seen), "==", 0),
                        more(left),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"For the map screen: of {exists.length} cells, those with bit 7 set in the {where(exists)} are rooms. Count the rooms to {total.address} and the rooms never visited (0 in the {where(seen)}) to {left.address}.",
        f"{total.address} = count(cell[i] & $80), {left.address} = count(cell[i] & $80 and !seen[i]); cell {where(exists)}, seen {where(seen)}.",
        f"How do I show '3 of 9 rooms unexplored'? Cells: {where(exists)}, negative = a room. Visits: {where(seen)}, zero = never. Unexplored rooms -> {left.address}, all rooms -> {total.address}.",
        f"Write a routine that takes stock of a dungeon floor with {exists.length} map cells. A cell is a room if the top bit of its byte ({exists.address} onwards{f', every {exists.stride} bytes' if exists.stride else ''}) is on; it was entered if its byte among the {where(seen)} isn't 0. How many rooms there are goes to {total.address}, how many of these weren't entered to {left.address}.",
    )


RECIPES = (
    door_from_both_sides,
    statues_face_right,
    beam_meets_mirror,
    scales_balance,
    paint_the_floor,
    follow_exits,
    lever_code,
    basins_even_out,
    emblems_enough,
    panels_in_wave,
    key_of_its_color,
    lost_woods,
    lift_serves_calls,
    dial_lock,
    gas_fills_room,
    mirrored_pads,
    rooms_yet_unseen,
)
