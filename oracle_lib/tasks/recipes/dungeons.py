"""Dungeon rooms: what opens and shuts, quadrants and floors, maps and big keys, hazards, torches, pegs and rewards."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Count,
    Each,
    Field,
    Here,
    If,
    Index,
    Number,
    Read,
    Report,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Some,
    Stop,
    Table,
    While,
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
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def room_cleared(draw: Drawer) -> Made:
    states, door, sound = draw.slots(8)[0], draw.variable(8), draw.variable(8)
    chime, mask = draw.rng.randrange(1, 64), 1 << draw.rng.randrange(8)
    gone = Some(states, check(Here(states), "==", 0), all=True)
    return (If(gone, (put(door, joined(door, mask)), put(sound, chime))),), (
        f"Write a routine for a room that opens when all enemies are dead: if each of the {where(states)} is 0, set mask ${mask:02X} in the door byte {door.address} and put sound {chime} into {sound.address}.",
        f"How do I open the shutters after the last enemy? Sprite states: {where(states)}, 0 = dead or empty. All 0: {door.address} |= ${mask:02X} and {sound.address} = ${chime:02X}. Otherwise nothing.",
        f"if all(s[i] == 0), s: {where(states)}: byte[{door.address}] |= ${mask:02X}, byte[{sound.address}] = {chime}.",
        f"A 'kill everything' tag. {states.length} sprite slots, state bytes from {states.address}. Nobody left alive (every byte zero)? Then the doors open (bit mask ${mask:02X} of {door.address}) to the secret chime, number {chime}, written to {sound.address}.",
    )


def own_big_key(draw: Drawer) -> Made:
    count = draw.one(8, 12, 13, 14, 16)
    dungeon, keys = draw.variable(8, below=count), draw.variable(16)
    top_first = draw.maybe(0.5)
    masks = Table("DungeonMaskTable", "mask", tuple(0x8000 >> n if top_first else 1 << n for n in range(count)), 16)
    order = "dungeon 0 is bit 15, 1 is bit 14 and so on" if top_first else "dungeon n is bit n"
    what = draw.one("big key", "map", "compass")
    has = Compared("!=", masked(keys, at(masks, dungeon)), Number(0, 16))
    return (Report(has),), (
        f"Write a routine that tells whether the hero has the {what} of the current dungeon: the word {keys.address} has a bit for each ({order}), the dungeon is {dungeon.address} (0 to {count - 1}). Carry set if he has it, else clear.",
        f"How do I test the {what} bit of a dungeon? Flags: 16 bits at {keys.address}; {order}. Number: byte {dungeon.address}, below {count}. Owned = carry set, missing = carry clear.",
        f"carry = (word[{keys.address}] & [{listed(masks)}][byte[{dungeon.address}]]) != 0; index < {count}.",
        f"Each of the {count} dungeons has its own {what}. They are bits of the two bytes from {keys.address}: {order}. Link is in dungeon {dungeon.address}; tell me in the carry if he found its {what} (set = yes).",
    )


def find_dungeon_item(draw: Drawer) -> Made:
    count = draw.one(8, 12, 13, 14, 16)
    dungeon, items = draw.variable(8, below=count), draw.variable(16)
    top_first = draw.maybe(0.5)
    masks = Table("DungeonMaskTable", "mask", tuple(0x8000 >> n if top_first else 1 << n for n in range(count)), 16)
    order = "from bit 15 (dungeon 0) downwards" if top_first else "from bit 0 (dungeon 0) upwards"
    what = draw.one("big key", "map", "compass")
    return (put(items, joined(items, at(masks, dungeon))),), (
        f"Write a routine that gives the hero the {what} of the dungeon he is in: set the bit of dungeon {dungeon.address} (0 to {count - 1}) in the word {items.address}, where the dungeons have their bits {order}.",
        f"How do I set the {what} flag for a dungeon? Word {items.address}, bits {order}; dungeon number in byte {dungeon.address}, less than {count}. The other bits stay.",
        f"word[{items.address}] |= [{listed(masks)}][byte[{dungeon.address}]]; index < {count}.",
        f"The chest holds the {what}! Dungeon {dungeon.address} of {count} (from 0). I keep all of them in one 16-bit field at {items.address}, {order}. Mark this one as found.",
    )


def quadrant(draw: Drawer) -> Made:
    x, y, result = draw.variable(16), draw.variable(16), draw.variable(8)
    right, down = draw.one((1, 2), (2, 1), (1, 2))
    value = joined(
        Chosen(Bits(Read(x), 0x100, "any"), Number(right), Number(0)),
        Chosen(Bits(Read(y), 0x100, "any"), Number(down), Number(0)),
    )
    return (put(result, value),), (
        f"Write a routine that finds the quadrant of a big room: rooms are 512 pixels wide and high, so bit 8 of the x word {x.address} means the right half ({right}) and bit 8 of the y word {y.address} the lower half ({down}). Store the sum of what applies at {result.address}.",
        f"How do I get the quadrant Link is in? {result.address} = {right} if word {x.address} has $0100 set, plus {down} if word {y.address} has $0100 set (0 is the upper left).",
        f"byte[{result.address}] = (word[{x.address}] & $100 ? {right} : 0) + (word[{y.address}] & $100 ? {down} : 0).",
        f"A dungeon room is four screens. Number them: upper left 0, {'upper right 1, lower left 2' if right == 1 else 'lower left 1, upper right 2'}, lower right 3. From Link's 16-bit coordinates, x at {x.address} and y at {y.address} (256 pixels a screen, bit 8 tells the half), write the number to {result.address}.",
    )


def room_of_position(draw: Drawer) -> Made:
    x, y, room = draw.variable(16), draw.variable(16), draw.variable(16)
    across = Field(Read(x), 9, 4)
    down = Field(Read(y), 9, 4)
    return (put(room, joined(Shifted(down, "left", 4), across)),), (
        f"Write a routine that computes the room number from the position: rooms are 512 x 512 pixels in a grid of 16 x 16, number = 16 * row + column, column = bits 9-12 of the x word {x.address}, row = bits 9-12 of the y word {y.address}. Store it as a word at {room.address}.",
        f"How do I turn absolute dungeon coordinates into a room index? x: word {x.address}; y: word {y.address}; room: word {room.address} = ((y >> 9) & 15) * 16 + ((x >> 9) & 15).",
        f"word[{room.address}] = (((word[{y.address}] >> 9) & $F) << 4) | ((word[{x.address}] >> 9) & $F).",
        f"Underworld map: sixteen rooms a row, each $200 pixels square. Given where Link stands ({x.address} across, {y.address} down, 16 bits each, the top three bits ignored), tell the room in {room.address}: low nibble column, next nibble row, high byte 0.",
    )


def mark_quadrant_seen(draw: Drawer) -> Made:
    rooms = draw.array(8, draw.one(16, 20, 24, 32))
    room, part = draw.variable(8, below=rooms.length), draw.variable(8, below=4)
    downwards = draw.maybe(0.5)
    masks = Table("QuadrantMaskTable", "mask", tuple(8 >> n if downwards else 1 << n for n in range(4)))
    place = at(rooms, room)
    return (put(place, joined(place, at(masks, part))),), (
        f"Write a routine that notes which part of a room was seen: quadrant {part.address} (0 to 3) has mask {listed(masks)}; set it in the byte of room {room.address} (below {rooms.length}) in the list {rooms.address}.",
        f"How do I record visited quadrants for the dungeon map? Room bytes: {where(rooms)}; room number byte {room.address} < {rooms.length}; quadrant byte {part.address} < 4 with masks {listed(masks)}. OR the mask in.",
        f"byte[{rooms.address} + byte[{room.address}]] |= [{listed(masks)}][byte[{part.address}]]; room < {rooms.length}, quadrant < 4.",
        f"The map draws only the quarters where Link has been. {rooms.length} rooms, a byte each from {rooms.address}, whose lowest four bits are the quarters ({'bit 3 is quarter 0, bit 0 quarter 3' if downwards else 'bit n is quarter n'}). He is now in quarter {part.address} (0-3) of room {room.address}: add it.",
    )


def moving_wall(draw: Drawer) -> Made:
    wall, rumble = draw.variable(16), draw.variable(8)
    stop, step = draw.rng.randrange(0x40, 0x400), draw.one(1, 1, 2, 4)
    sound = draw.rng.randrange(1, 64)
    program = (
        If(
            check(wall, ">=", stop),
            (put(rumble, 0),),
            (put(rumble, sound), Set(wall, Saturating("add", Read(wall), Number(step, 16), stop))),
        ),
    )
    return program, (
        f"Write a routine that moves a wall: while the word {wall.address} is below {stop} it grows by {step}, but not beyond {stop}, and {rumble.address} is {sound}; once it is {stop} or more it stays and {rumble.address} is 0.",
        f"How do I slide a wall to offset {stop} with a rumbling sound? Offset word {wall.address}, {step} a frame, clamped at {stop}. Moving in this call: byte {rumble.address} = {sound}. Arrived before this call: byte {rumble.address} = 0.",
        f"if word[{wall.address}] >= {stop}: byte[{rumble.address}] = 0; else byte[{rumble.address}] = {sound}, word[{wall.address}] = min(word[{wall.address}] + {step}, {stop}).",
        f"In Misery Mire a whole wall scrolls aside, {step} pixel{'s' if step > 1 else ''} each time, till {wall.address} (two bytes) says ${stop:04X} and no further. While I have to move it, noise ${sound:02X} belongs in {rumble.address}; when I find it there already, silence (0).",
    )


def star_tile(draw: Drawer) -> Made:
    tile, before, pits = draw.variable(8), draw.variable(8), draw.variable(8)
    star = 1 << draw.rng.randrange(8)
    stepped = Both(Bits(Read(tile), star, "any"), Bits(Read(before), star, "none"))
    return (when(stepped, put(pits, toggled(pits, 1))), put(before, tile)), (
        f"Write a routine for star tiles, which swap pits and floor: when the hero comes onto a tile whose flags {tile.address} have mask ${star:02X} set and was on one without it in the last call ({before.address}), bit 0 of {pits.address} is toggled. Then {before.address} becomes the present flags.",
        f"How do I toggle something once per step onto a tile? Tile flags now {tile.address}, before {before.address}, bytes. Only when mask ${star:02X} goes from clear to set it flips the lowest bit of {pits.address}. At the end before = now, always.",
        f"if (byte[{tile.address}] & ${star:02X}) && !(byte[{before.address}] & ${star:02X}): byte[{pits.address}] ^= 1; byte[{before.address}] = byte[{tile.address}].",
        f"Step on the star and the holes move. The star is bit value ${star:02X} of the tile flags; standing on it must not flicker, so compare what is under Link's feet ({tile.address}) with what was ({before.address}, update it each call). The layout is bit 0 of {pits.address}; the other bits are not yours.",
    )


def bomb_opens_wall(draw: Drawer) -> Made:
    bomb_x, bomb_y, wall_x, wall_y, door = *(draw.variable(8) for _ in range(4)), draw.variable(8)
    reach, mask = draw.rng.randrange(10, 40), 1 << draw.rng.randrange(8)
    near = Both(
        Compared("<", Binary("distance", Read(bomb_x), Read(wall_x)), Number(reach)),
        Compared("<", Binary("distance", Read(bomb_y), Read(wall_y)), Number(reach)),
    )
    return (If(near, (put(door, joined(door, mask)),)),), (
        f"Write a routine that lets an explosion open a cracked wall: if the bomb ({bomb_x.address}, {bomb_y.address}) is less than {reach} pixels away from the crack ({wall_x.address}, {wall_y.address}) in x and in y, set ${mask:02X} in {door.address}. x before y, unsigned bytes.",
        f"How do I check that a bomb is close enough to a weak wall? Bomb x {bomb_x.address}, y {bomb_y.address}; wall x {wall_x.address}, y {wall_y.address}. |dx| < {reach} and |dy| < {reach}: {door.address} |= ${mask:02X}.",
        f"if |byte[{bomb_x.address}] - byte[{wall_x.address}]| < {reach} && |byte[{bomb_y.address}] - byte[{wall_y.address}]| < {reach}: byte[{door.address}] |= ${mask:02X}.",
        f"Boom! The bomb went off at {bomb_x.address}/{bomb_y.address}. The crack is at {wall_x.address}/{wall_y.address} (column/row in pixels, a byte each). Within {reach - 1} pixels on both axes the wall is gone, which the flag ${mask:02X} of {door.address} remembers.",
    )


def spike_floor(draw: Drawer) -> Made:
    tile, mercy, health = draw.variable(8), draw.variable(8), draw.variable(8)
    spikes, hurt, frames = draw.one(0x80, 0x40, 0x10), draw.one(4, 8, 2), draw.rng.randrange(30, 100)
    program = (
        If(Bits(Read(tile), spikes, "none"), (Stop(),)),
        If(check(mercy, "==", 0), (less_down_to(health, 0, hurt), put(mercy, frames))),
    )
    return program, (
        f"Write a routine for a spiked floor: if mask ${spikes:02X} is set in the tile flags {tile.address} and the mercy time {mercy.address} is 0, take {hurt} health ({health.address}, down to 0) and set the mercy time to {frames}. Another routine counts it down.",
        f"How do I make spikes hurt, but not every frame? Tile flags {tile.address} & ${spikes:02X}, invincibility byte {mercy.address} == 0: health byte {health.address} = max(health - {hurt}, 0), invincibility = {frames}. In all other cases leave both.",
        f"if (byte[{tile.address}] & ${spikes:02X}) && byte[{mercy.address}] == 0: byte[{health.address}] = max(byte[{health.address}] - {hurt}, 0), byte[{mercy.address}] = {frames}.",
        f"Link walks over spikes (flag ${spikes:02X} of the tile under him, {tile.address}). A prick costs {hurt} of {health.address}, which stops at zero, and saves him from the next for {frames} frames by writing that to {mercy.address}; as long as something is left there, spikes are harmless.",
    )


def crumbling_floor(draw: Drawer) -> Made:
    timers = draw.array(8, draw.one(8, 12, 16, 24))
    tile, pit = draw.variable(8, below=timers.length), draw.variable(8)
    place = at(timers, tile)
    program = (If(check(place, "!=", 0), (less(place), put(pit, 0)), (put(pit, 1),)),)
    return program, (
        f"Write a routine for a floor that crumbles under the hero: tile {tile.address} (0 to {timers.length - 1}) has its strength in the list {where(timers)}. If it is not 0 it loses 1 and {pit.address} becomes 0; if it is 0 already, there is a hole: {pit.address} becomes 1.",
        f"How do I let floor tiles break after some steps? Steps left per tile: {where(timers)}; index byte {tile.address} < {timers.length}. Nonzero: minus 1, result {pit.address} = 0. Zero: result = 1 (fall).",
        f"t = byte {timers.address} + byte[{tile.address}]; if *t: --*t, byte[{pit.address}] = 0; else byte[{pit.address}] = 1; index < {timers.length}.",
        f"Cracked tiles bear Link for a number of frames each, {timers.length} of them, bytes from {timers.address}. He stands on number {tile.address}. Use up one frame of it (answer 0 in {pit.address}), or if it has none left let him drop (answer 1).",
    )


def too_hot(draw: Drawer) -> Made:
    tunic, clock, health = draw.variable(8), draw.variable(8), draw.variable(8)
    level, period = draw.rng.randrange(1, 4), draw.rng.randrange(20, 200)
    hurt = draw.one(1, 2, 4)
    program = (
        If(check(tunic, ">=", level), (put(clock, 0), Stop())),
        more(clock),
        If(check(clock, ">=", period), (put(clock, 0), less_down_to(health, 0, hurt))),
    )
    return program, (
        f"Write a routine for a room that is too hot: with a tunic {tunic.address} of level {level} or more the clock {clock.address} is 0 and nothing else happens. Without, it counts up, and at {period} or more it starts from 0 and costs {hurt} health ({health.address}, not below 0).",
        f"How do I hurt the player every {period} frames unless protected? Protection byte {tunic.address} >= {level}: clock byte {clock.address} = 0. Else clock + 1; when >= {period}: clock = 0, health byte {health.address} - {hurt}, saturating at 0.",
        f"if byte[{tunic.address}] >= {level}: byte[{clock.address}] = 0; else if ++byte[{clock.address}] >= {period}: byte[{clock.address}] = 0, byte[{health.address}] = max(byte[{health.address}] - {hurt}, 0).",
        f"Death Mountain Crater. Lesser clothes than {level} ({tunic.address}) and the heat takes {hurt} point{'s' if hurt > 1 else ''} of {health.address} each {period} calls, as timed in {clock.address}; in the right ones time stands still at zero.",
    )


def light_by_torches(draw: Drawer) -> Made:
    burning = draw.array(8, draw.one(4, 6, 8))
    light, lit = draw.variable(8), Algorithms(draw).own("lit")
    levels = Table("LightTable", "light", tuple(sorted(draw.rng.sample(range(32), 4), reverse=True)))
    shown = ", ".join(map(str, levels.values))
    program = (
        Set(lit, Count(burning, check(Here(burning), "!=", 0))),
        put(light, at(levels, Binary("min", Read(lit), Number(3)))),
    )
    return program, (
        f"Write a routine that lights a dark room by its torches: count those of the {where(burning)} that are not 0; for 0, 1, 2 and 3 or more of them store {shown} at {light.address}.",
        f"How do I derive the darkness from lit torches? Torches: {where(burning)}, nonzero = burning. {light.address} = [{shown}][min(number burning, 3)].",
        f"n = count(t[i] != 0) over {where(burning)}; byte[{light.address}] = [{shown}][min(n, 3)].",
        f"Without a flame the darkness in {light.address} is {levels.values[0]}; one torch makes it {levels.values[1]}, two {levels.values[2]}, three or more {levels.values[3]}. The {burning.length} torches' burning times are bytes from {burning.address}; a dead one is 0.",
    )


def light_torch(draw: Drawer) -> Made:
    torches = draw.array(8, draw.one(4, 6, 8, 16))
    torch, magic = draw.variable(8, below=torches.length), draw.variable(8)
    time, cost = draw.rng.randrange(100, 256), draw.rng.randrange(1, 9)
    place = at(torches, torch)
    program = (If(Both(check(place, "==", 0), check(magic, ">=", cost)), (put(place, time), less(magic, cost))),)
    return program, (
        f"Write a routine that lights torch {torch.address} (0 to {torches.length - 1}) with the lamp: if its time ({where(torches)}) is 0 and the magic {magic.address} is at least {cost}, the time becomes {time} and the magic drops by {cost}.",
        f"How do I light a torch? Times: {where(torches)}; index byte {torch.address}, below {torches.length}; 0 = out. Costs {cost} of magic byte {magic.address}. Out and magic enough: time = {time}, pay. A burning torch or an empty meter: nothing happens.",
        f"t = byte[{torches.address} + byte[{torch.address}]]; if t == 0 && byte[{magic.address}] >= {cost}: t = {time}, byte[{magic.address}] -= {cost}; index < {torches.length}.",
        f"Fire costs {cost} from {magic.address}. Pointed at torch number {torch.address} of {torches.length} it burns for {time} frames (its byte from {torches.address}), but not if it is burning yet, and not without the means.",
    )


def big_chest(draw: Drawer) -> Made:
    key, opened, message, item = (draw.variable(8) for _ in range(4))
    mask, bit = 1 << draw.rng.randrange(8), 1 << draw.rng.randrange(8)
    refusal, content = draw.rng.randrange(1, 256), draw.rng.randrange(1, 256)
    program = (
        If(Bits(Read(opened), bit, "any"), (Stop(),)),
        If(Bits(Read(key), mask, "none"), (put(message, refusal), Stop())),
        put(opened, joined(opened, bit)),
        put(item, content),
    )
    return program, (
        f"Write a routine for a big chest: if it is open (${bit:02X} in {opened.address}) do nothing. Without the big key (${mask:02X} in {key.address}) show message ${refusal:02X} (to {message.address}). With it, set the open bit and hand out item ${content:02X} through {item.address}.",
        f"How do I lock a chest with the big key? Open flag: mask ${bit:02X} of {opened.address}; key: mask ${mask:02X} of {key.address}. Already open: nothing. No key: byte {message.address} = ${refusal:02X}. Key: flag set, byte {item.address} = ${content:02X}.",
        f"if !(byte[{opened.address}] & ${bit:02X}): if byte[{key.address}] & ${mask:02X}: byte[{opened.address}] |= ${bit:02X}, byte[{item.address}] = ${content:02X}; else byte[{message.address}] = ${refusal:02X}.",
        f"Link bumps the large chest. 'Hey, you can't open it without the Big Key!' is text ${refusal:02X}, to be put in {message.address} as long as bit ${mask:02X} of {key.address} is missing. Otherwise out comes {content} ({item.address}), once: ${bit:02X} at {opened.address} says it was taken.",
    )


def dungeon_prize(draw: Drawer) -> Made:
    count = draw.one(7, 8, 10)
    dungeon, prizes, restored = draw.variable(8, below=count), draw.variable(8), draw.variable(8)
    masks = Table("PrizeTable", "prize", tuple(1 << draw.rng.randrange(8) for _ in range(count)))
    mark = draw.one(1, 0xFF)
    owned = Compared("==", masked(prizes, at(masks, dungeon)), Number(0))
    program = (If(owned, (put(prizes, joined(prizes, at(masks, dungeon))), put(restored, mark))),)
    return program, (
        f"Write a routine that awards the prize of a dungeon once: dungeon {dungeon.address} (0 to {count - 1}) has bit {listed(masks)} in {prizes.address}. If that bit is clear, set it and store ${mark:02X} at {restored.address}; if it is set already, change nothing.",
        f"How do I give the crystal of a finished dungeon? Masks by dungeon: {listed(masks)}; number: byte {dungeon.address}, below {count}; owned: byte {prizes.address}. New: add it and byte {restored.address} = ${mark:02X}. Owned: leave both.",
        f"m = [{listed(masks)}][byte[{dungeon.address}]]; if !(byte[{prizes.address}] & m): byte[{prizes.address}] |= m, byte[{restored.address}] = ${mark:02X}; index < {count}.",
        f"The boss of dungeon {dungeon.address} is down. Its crystal is the bit {listed(masks)} (first one for dungeon 0, and so on, {count} in all) of {prizes.address}. If Link lacks it he gets it, and the refill of his energy is ordered by ${mark:02X} in {restored.address}. Beating a boss twice brings nothing.",
    )


def tower_opens(draw: Drawer) -> Made:
    crystals, door, needed = draw.variable(8), draw.variable(8), draw.rng.randrange(3, 8)
    value = draw.one(1, 0x80, 0xFF)
    algorithms = Algorithms(draw)
    rest, count = algorithms.own("rest"), algorithms.own("count")
    program = (
        put(rest, masked(crystals, 0x7F)),
        put(count, 0),
        While(
            check(rest, "!=", 0),
            (when(Bits(Read(rest), 1, "any"), more(count)), put(rest, Shifted(Read(rest), "right", 1))),
        ),
        If(check(count, ">=", needed), (put(door, value),)),
    )
    return program, (
        f"Write a routine that opens the tower for {needed} crystals: the crystals are bits 0 to 6 of {crystals.address}; with {needed} or more of them set, store ${value:02X} at {door.address}. Bit 7 does not count.",
        f"How do I count crystals for a locked tower? Popcount of byte {crystals.address} & $7F; at least {needed}: byte {door.address} = ${value:02X}, else unchanged.",
        f"if popcount(byte[{crystals.address}] & $7F) >= {needed}: byte[{door.address}] = ${value:02X}.",
        f"Seven maidens; whom Link freed is a bit of {crystals.address} (the topmost bit means something else). Any {needed} of them can break the seal on the tower: then ${value:02X} goes to {door.address}.",
    )


def floor_by_stairs(draw: Drawer) -> Made:
    floor, room = draw.variable(8, below=draw.one(4, 5, 6, 8)), draw.variable(16)
    assert floor.below
    pressed, rooms = draw.variable(8), draw.table(floor.below, 16)
    up, down = draw.one((8, 4), (0x80, 0x40), (1, 2))
    top = floor.below - 1
    program = (
        when(Both(Bits(Read(pressed), up, "any"), check(floor, "<", top)), more(floor)),
        when(Both(Bits(Read(pressed), down, "any"), check(floor, ">", 0)), less(floor)),
        put(room, at(rooms, floor)),
    )
    return program, (
        f"Write a routine that leafs through the floors of the dungeon map: floor {floor.address} (0 to {top}) goes up by 1 if ${up:02X} is set in {pressed.address} and it is not {top}; then it goes down by 1 if ${down:02X} is set and it is not 0. Finally the word {room.address} gets that floor's room: {listed(rooms)}.",
        f"How do I select a map floor with the pad? Buttons {pressed.address}: mask ${up:02X} up, ${down:02X} down (up is handled first). Floor byte {floor.address} stays within 0-{top}. Then word {room.address} = [{listed(rooms)}][floor].",
        f"if (byte[{pressed.address}] & ${up:02X}) && f < {top}: ++f; if (byte[{pressed.address}] & ${down:02X}) && f > 0: --f; word[{room.address}] = [{listed(rooms)}][f]; f = byte[{floor.address}] <= {top}.",
        f"{floor.below} storeys, shown one at a time, number in {floor.address}. Bit value ${up:02X} of {pressed.address} climbs, ${down:02X} descends, no further than the roof and the cellar; with both pressed climb first, then descend. Each storey begins with a room out of {listed(rooms)}: write it to {room.address} (16 bits).",
    )


def pegs_block(draw: Drawer) -> Made:
    tile, state = draw.variable(8), draw.variable(8)
    first = draw.one(0x66, 0x60, 0x20, 0x40)
    flag = draw.one(0x01, 0x80)
    solid = check(tile, "==", Chosen(Bits(Read(state), flag, "any"), Number(first + 1), Number(first)))
    return (Report(solid),), (
        f"Write a routine that tells whether a peg is raised: blue pegs, tile ${first:02X}, block while ${flag:02X} is clear in {state.address}; orange ones, tile ${first + 1:02X}, while it is set. Carry set if the tile {tile.address} is a peg that blocks, else clear.",
        f"How do I make crystal switch pegs solid? Tile byte {tile.address}, switch byte {state.address} (mask ${flag:02X}). ${first:02X} with the mask clear, or ${first + 1:02X} with it set: carry set. Any other tile or state: carry clear.",
        f"carry = (byte[{tile.address}] == ${first:02X} && !(byte[{state.address}] & ${flag:02X})) || (byte[{tile.address}] == ${first + 1:02X} && (byte[{state.address}] & ${flag:02X})).",
        f"Two kinds of posts, never up together: ${first:02X} is up before the orb is struck, ${first + 1:02X} after ({flag:#04x} of {state.address} is the orb). Link wants to walk onto tile {tile.address}. Carry = 1 means that a post is in his way.".replace(
            "0x", "$"
        ),
    )


def arrow_traps(draw: Drawer) -> Made:
    traps, clock = draw.array(8, draw.one(4, 6, 8)), draw.variable(8)
    period = draw.one(7, 15, 31, 63)
    gap = draw.one(4, 8, 3, 5)
    now = Compared("==", masked(plus(clock, Scaled(Index(), gap)), period), Number(0))
    fire = draw.rng.randrange(1, 256)
    program = (Each((traps,), (If(now, (put(Here(traps), fire),)),)),)
    return program, (
        f"Write a routine for arrow traps that fire in a wave: trap i (from 0, {where(traps)}) is set to ${fire:02X} if ({clock.address} + {gap} * i) & ${period:02X} is 0; the others stay.",
        f"How do I stagger {traps.length} traps by {gap} frames? Frame byte {clock.address}; for each i: when (frame + {gap} * i) is a multiple of {period + 1} (8-bit sum), trap byte i = ${fire:02X}. Traps: {where(traps)}.",
        f"for i in 0..{traps.length - 1}: if ((byte[{clock.address}] + {gap} * i) & ${period:02X}) == 0: byte[{traps.address} + i] = ${fire:02X}.",
        f"{traps.length} holes in the wall spit fire one after another, {gap} frames apart, each every {period + 1} frames. Hole i has its turn when the clock {clock.address} plus {gap}i has the bits ${period:02X} all clear. Its turn means ${fire:02X} in its byte (they start at {traps.address}).",
    )


def sinking_ceiling(draw: Drawer) -> Made:
    ceiling, hero, crushed = draw.variable(8), draw.variable(8), draw.variable(8)
    step, floor = draw.one(1, 2, 3), draw.rng.randrange(0, 24)
    program = (
        less_down_to(ceiling, floor, step),
        when(check(ceiling, "<", hero), put(crushed, 1)),
    )
    return program, (
        f"Write a routine for a ceiling that comes down: its height {ceiling.address} sinks by {step}, to {floor} at the lowest. If it is then below the height of the hero's head, {hero.address}, set {crushed.address} to 1. Unsigned bytes.",
        f"How do I crush the player under a falling ceiling? Ceiling byte {ceiling.address} = max(ceiling - {step}, {floor}), no wrap; new ceiling < byte {hero.address}: byte {crushed.address} = 1, else that is left alone.",
        f"c = byte[{ceiling.address}] = max(byte[{ceiling.address}] - {step}, {floor}); if c < byte[{hero.address}]: byte[{crushed.address}] = 1.",
        f"The roof grinds down {step} a frame until only {floor} pixels are left ({ceiling.address}). Link's helmet reaches up to {hero.address}; a roof lower than that has got him ({crushed.address} = 1, never reset by you).",
    )


def mirror_allowed(draw: Drawer) -> Made:
    indoors, dungeon, busy = draw.variable(8), draw.variable(8), draw.variable(8)
    none = 0xFF
    allowed = Both(Both(check(indoors, "!=", 0), check(dungeon, "!=", none)), check(busy, "==", 0))
    return (Report(allowed),), (
        f"Write a routine that tells whether the Magic Mirror may take the hero back to the dungeon's entrance: he must be indoors ({indoors.address} not 0), in a real dungeon ({dungeon.address} not $FF) and not busy ({busy.address} is 0). Carry set if so, else clear.",
        f"How do I check the mirror's conditions? Indoors byte {indoors.address} nonzero, dungeon byte {dungeon.address} != $FF (caves have $FF), busy byte {busy.address} zero. All three: carry set; otherwise carry clear.",
        f"carry = byte[{indoors.address}] && byte[{dungeon.address}] != $FF && !byte[{busy.address}].",
        f"No mirror in caves or outdoors, and none in the middle of something. Under a roof: {indoors.address} isn't zero. Cave: {dungeon.address} reads $FF. In the middle of something: {busy.address} isn't zero. Answer through the carry, set for 'go ahead'.",
    )


def drop_to_room_below(draw: Drawer) -> Made:
    room, floor, fell = draw.variable(16), draw.variable(8), draw.variable(8)
    step = draw.one(0x10, 0x20, 1, 0x100)
    program = (
        If(
            check(fell, "!=", 0),
            (put(fell, 0), more(room, step), less(floor)),
        ),
    )
    return program, (
        f"Write a routine that drops the hero to the floor below: if {fell.address} is not 0, clear it, add ${step:X} to the room number, a word at {room.address}, and lower the floor byte {floor.address} by 1 (from 0 to $FF, which is the first cellar).",
        f"How do I change rooms through a hole? Flag byte {fell.address} nonzero: flag = 0, word {room.address} += ${step:X}, floor byte {floor.address} -= 1 with wrap. Flag zero: nothing.",
        f"if byte[{fell.address}]: byte[{fell.address}] = 0; word[{room.address}] += ${step:X}; --byte[{floor.address}].",
        f"Link went through the hole ({fell.address} is set to something). In my maze the room beneath has the number ${step:X} higher ({room.address}, 16-bit), one storey lower ({floor.address}, signed, just decrement). Take the flag back so that he falls only once.",
    )


RECIPES = (
    room_cleared,
    own_big_key,
    find_dungeon_item,
    quadrant,
    room_of_position,
    mark_quadrant_seen,
    moving_wall,
    star_tile,
    bomb_opens_wall,
    spike_floor,
    crumbling_floor,
    too_hot,
    light_by_torches,
    light_torch,
    big_chest,
    dungeon_prize,
    tower_opens,
    floor_by_stairs,
    pegs_block,
    arrow_traps,
    sinking_ceiling,
    mirror_allowed,
    drop_to_room_below,
)
