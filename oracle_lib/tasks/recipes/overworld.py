"""The overworld: areas and their flags, edges and transitions, rain and overlays, portals, whirlpools, digging, secrets."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Bits,
    Both,
    Chosen,
    Compared,
    Each,
    Either,
    Field,
    Half,
    Here,
    If,
    Number,
    Read,
    Report,
    Shifted,
    Some,
    Stop,
    Table,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    where,
)

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def area_event(draw: Drawer) -> Made:
    flags = draw.array(8, draw.one(32, 39, 39, 20))
    area, mask = draw.variable(8, below=flags.length), draw.one(0x20, 0x20, 0x40, 0x02, 0x10)
    place = at(flags, area)
    sets = draw.maybe(0.6)
    change = joined(place, mask) if sets else masked(place, 0xFF - mask)
    verb, operator = ("set", f"|= ${mask:02X}") if sets else ("clear", f"&= ${0xFF - mask:02X}")
    return (put(place, change),), (
        f"Write a routine that {verb}s the event flag ${mask:02X} of the overworld area the hero is in: area {area.address} (0 to {flags.length - 1}), one byte for each area from {flags.address}. Other flags of it are kept.",
        f"How do I remember that something was {'done' if sets else 'undone'} in an area? Area flags: {where(flags)}; area number byte {area.address} < {flags.length}; {verb} the bits of ${mask:02X} in its byte.",
        f"byte[{flags.address} + byte[{area.address}]] {operator}; index < {flags.length}.",
        f"{'The overlay is to appear for good: the' if sets else 'The overlay must go again: the'} bit ${mask:02X} in the area's save byte says so. The bytes begin at {flags.address}, {flags.length} areas, and Link is in number {area.address}. {verb.capitalize()} it.",
    )


def overlay_shown(draw: Drawer) -> Made:
    flags = draw.array(8, draw.one(32, 39, 20, 24))
    area, mask = draw.variable(8, below=flags.length), draw.one(0x20, 0x40, 0x02)
    return (Report(Bits(Read(at(flags, area)), mask, "any")),), (
        f"Write a routine that asks whether the overlay of the current area is to be drawn: carry set if ${mask:02X} is set in the flags of area {area.address} (0 to {flags.length - 1}; {where(flags)}), else clear.",
        f"How do I test an area's overlay bit? Flags: {where(flags)}. Area: byte {area.address}, less than {flags.length}. Mask ${mask:02X} set = carry set.",
        f"carry = (byte[{flags.address} + byte[{area.address}]] & ${mask:02X}) != 0; index < {flags.length}.",
        f"Has the weathercock been blown up here? For each area there is a byte from {flags.address} on, and in the one of area {area.address} (it is below {flags.length}) the bit value ${mask:02X} tells. Give it back as the carry.",
    )


def area_of_position(draw: Drawer) -> Made:
    x, y, area = draw.variable(16), draw.variable(16), draw.variable(16)
    grid = joined(Shifted(Field(Read(y), 9, 3), "left", 3), Field(Read(x), 9, 3))
    dark = draw.variable(8)
    value = joined(grid, Chosen(Bits(Read(dark), 0x40, "any"), Number(0x40, 16), Number(0, 16)))
    return (put(area, value),), (
        f"Write a routine that computes the overworld area from the position: 8 columns (bits 9-11 of the x word {x.address}) and 8 rows (bits 9-11 of the y word {y.address}), area = 8 * row + column, plus 64 if bit 6 of the world byte {dark.address} is set. Store it as a word at {area.address}.",
        f"How do I get the area number from Link's coordinates? word {area.address} = ((y >> 9) & 7) * 8 + ((x >> 9) & 7) + (byte {dark.address} & $40); x: word {x.address}; y: word {y.address}.",
        f"word[{area.address}] = (((word[{y.address}] >> 9) & 7) << 3) | ((word[{x.address}] >> 9) & 7) | (byte[{dark.address}] & $40).",
        f"Hyrule is 8 by 8 areas of 512 pixels; number 0 lies in the north-west, 7 in the north-east. He is at {x.address} east, {y.address} south (two bytes each, higher bits than the area's are ignored). In the Dark World ($40 in {dark.address}) all numbers are 64 higher. Write the number to {area.address}, 16 bits.",
    )


def leave_area(draw: Drawer) -> Made:
    area, way = draw.variable(8), draw.variable(8, below=4)
    steps = (0xF8, 8, 0xFF, 1)
    table = Table("AreaStepTable", "step", steps)
    moved = masked(plus(area, at(table, way)), 0x3F)
    value = joined(masked(area, 0xC0), moved)
    return (put(area, value),), (
        f"Write a routine that goes to the neighbouring area: direction {way.address} is 0 north (-8), 1 south (+8), 2 west (-1) or 3 east (+1). Only the lower six bits of the area byte {area.address} take part and wrap; bits 6 and 7 stay.",
        f"How do I update the area number on a screen transition? byte {area.address}: (area + step) & $3F in the low six bits, top two bits kept; step by byte {way.address} (below 4): -8, +8, -1, +1.",
        f"a = byte[{area.address}]; byte[{area.address}] = (a & $C0) | ((a + [-8, 8, -1, 1][byte[{way.address}]]) & $3F); direction < 4.",
        f"Link walks off the edge of the map: up, down, left, right = 0, 1, 2, 3 in {way.address}. The areas are numbered in rows of eight, 64 to a world, and what is above the 64 in {area.address} says which world. Give him the next area; past the last number of his world comes its first, as with modulo 64.",
    )


def rain_falls(draw: Drawer) -> Made:
    progress, area, overlay = draw.variable(8), draw.variable(8), draw.variable(8)
    over, swamp, rain, fog = draw.one(2, 2, 3), draw.one(0x70, 0x35, 0x1B, 0x40), *draw.rng.sample(range(1, 0x9F), 2)
    program = (
        If(check(progress, "<", over), (put(overlay, rain), Stop())),
        put(overlay, Chosen(check(area, "==", swamp), Number(rain), Number(fog))),
    )
    return program, (
        f"Write a routine that chooses the weather overlay: rain (${rain:02X}) everywhere while the progress {progress.address} is below {over}; later rain only in area ${swamp:02X} and ${fog:02X} in all others. Area: {area.address}; result: {overlay.address}.",
        f"How do I make it rain at the start of the game and always in one area? Progress byte {progress.address} < {over}, or area byte {area.address} == ${swamp:02X}: {overlay.address} = ${rain:02X}. Else ${fog:02X}.",
        f"byte[{overlay.address}] = (byte[{progress.address}] < {over} || byte[{area.address}] == ${swamp:02X}) ? ${rain:02X} : ${fog:02X}.",
        f"Until Zelda is safe (story step {over}, kept in {progress.address}) it pours in all of Hyrule; afterwards only over the Swamp, ${swamp:02X}, and elsewhere the sky is ${fog:02X}. Pour means overlay ${rain:02X}. Link's area is {area.address}; the overlay goes to {overlay.address}.",
    )


def lightning(draw: Drawer) -> Made:
    frame, brightness = draw.variable(8), draw.variable(8)
    first, second = sorted(draw.rng.sample(range(3, 60), 2))
    bright, dim = draw.rng.randrange(11, 16), draw.rng.randrange(2, 10)
    span = draw.one(2, 3, 4, 5)
    if second - first <= span:
        second = first + span + draw.rng.randrange(2, 9)
    flash = Either(Between(Read(frame), first, first + span - 1), Between(Read(frame), second, second + span - 1))
    return (put(brightness, Chosen(flash, Number(bright), Number(dim))),), (
        f"Write a routine for lightning: the screen brightness {brightness.address} is {bright} in the {span} frames from {first} and in the {span} frames from {second} of the counter {frame.address}; in all others it is {dim}.",
        f"How do I flash the screen twice? Counter byte {frame.address}: {first} to {first + span - 1} and {second} to {second + span - 1} are the flashes. Brightness byte {brightness.address} = {bright} during a flash, {dim} otherwise.",
        f"f = byte[{frame.address}]; byte[{brightness.address}] = ({first} <= f < {first + span} || {second} <= f < {second + span}) ? {bright} : {dim}.",
        f"Thunderstorm over the castle. Two strokes, beginning at frames ${first:02X} and ${second:02X} of {frame.address} and {span} frames long each; then INIDISP's copy {brightness.address} reads {bright}. Between them and after them the night is {dim}.",
    )


def scroll_to_next_screen(draw: Drawer) -> Made:
    scroll, busy, step = draw.variable(16), draw.variable(8), draw.one(2, 4, 8, 16)
    back = draw.maybe(0.5)
    moved = less(scroll, step) if back else more(scroll, step)
    program = (
        moved,
        If(Bits(Read(scroll), 0xFF, "none"), (put(busy, 0),), (put(busy, 1),)),
    )
    sign = "-" if back else "+"
    return program, (
        f"Write a routine for a scrolling transition: the scroll position, a word at {scroll.address}, changes by {sign}{step}; if its low byte is then 0 a screen edge is reached and {busy.address} becomes 0, otherwise 1.",
        f"How do I scroll to the next 256-pixel boundary? word {scroll.address} {sign}= {step} each call (wraps); {busy.address} = 0 when (scroll & $FF) == 0 afterwards, else 1.",
        f"word[{scroll.address}] {sign}= {step}; byte[{busy.address}] = (word[{scroll.address}] & $FF) ? 1 : 0.",
        f"Link leaves the screen and the picture slides {step} pixels a frame ({'down to lower' if back else 'up to higher'} values of {scroll.address}, two bytes). {busy.address} tells my main loop to keep sliding (1) until the position is a whole screen of 256 (0).",
    )


def whirlpool(draw: Drawer) -> Made:
    pools = draw.one(4, 8)
    places = draw.table(pools, 16)
    pool, area = draw.variable(8, below=pools), draw.variable(16)
    partner = toggled(pool, 1)
    return (put(pool, partner), put(area, at(places, pool))), (
        f"Write a routine for whirlpools, which are joined in pairs (0 with 1, 2 with 3 and so on): the number {pool.address} (0 to {pools - 1}) changes to its partner's, and the word {area.address} gets the partner's area from {listed(places)}.",
        f"How do I warp from one whirlpool to its twin? Byte {pool.address}, below {pools}: flip bit 0. Then word {area.address} = [{listed(places)}][new number].",
        f"byte[{pool.address}] ^= 1; word[{area.address}] = [{listed(places)}][byte[{pool.address}]]; number < {pools}.",
        f"{pools} whirlpools in areas {listed(places)}. Whoever swims into an even one comes out of the next, from an odd one out of the one before. Link entered number {pool.address}; make it the number where he comes up and note the area in {area.address} (16 bits).",
    )


def flute_stop(draw: Drawer) -> Made:
    known, stop, area = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    masks = Table("StopMaskTable", "mask", tuple(1 << n for n in range(8)))
    places = draw.table(8)
    may = Compared("!=", masked(known, at(masks, stop)), Number(0))
    nothing = draw.one(0xFF, 0x80)
    program = (If(may, (put(area, at(places, stop)),), (put(area, nothing),)),)
    return program, (
        f"Write a routine for the bird that carries the hero: stop {stop.address} (0 to 7) may be used if its bit is set in {known.address} (bit n for stop n). Then {area.address} gets its area out of {listed(places)}; otherwise ${nothing:02X}.",
        f"How do I let the flute fly only to known places? Known stops: bits of byte {known.address}; chosen: byte {stop.address} < 8. {area.address} = known ? [{listed(places)}][stop] : ${nothing:02X}.",
        f"s = byte[{stop.address}] < 8; byte[{area.address}] = (byte[{known.address}] >> s) & 1 ? [{listed(places)}][s] : ${nothing:02X}.",
        f"Eight landing places: {listed(places)}. The duck takes Link to number {stop.address} (0-7) only if he has been there, which bit {stop.address} of {known.address} remembers. Write where to into {area.address}, or ${nothing:02X} if the duck refuses.",
    )


def secret_under_bush(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    spots, items = draw.array(16, count), draw.array(8, count)
    place, found = draw.variable(16), draw.variable(8)
    nothing = draw.one(0, 0xFF)
    program = (
        put(found, nothing),
        Each((spots, items), (If(check(Here(spots), "==", place), (put(found, Here(items)), Stop())),)),
    )
    return program, (
        f"Write a routine that looks for a secret under a lifted bush: {where(spots)} are the map positions of secrets, {where(items)} what lies there. The first position equal to the word {place.address} decides: its item goes to {found.address}, or ${nothing:02X} if there is none.",
        f"How do I look up an item by position? Positions: {where(spots)}. Items: {where(items)}, same order. Search word {place.address}; first hit's item -> byte {found.address}; no hit -> ${nothing:02X}.",
        f"byte[{found.address}] = item[i] for the smallest i with pos[i] == word[{place.address}], else ${nothing:02X}; pos: {where(spots)}; item: {where(items)}.",
        f"Link cut the bush at tilemap offset {place.address} (16 bits). This area hides {count} things, offsets from {spots.address} and kinds from {items.address}. What pops out belongs in {found.address}; nothing there: ${nothing:02X}. Should two lie on one spot, take the one listed first.",
    )


def dig_here(draw: Drawer) -> Made:
    x, y, dug, item = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    spot_x, spot_y = draw.rng.randrange(1, 64), draw.rng.randrange(1, 64)
    mask, treasure = 1 << draw.rng.randrange(8), draw.rng.randrange(1, 256)
    slack = draw.one(16, 24, 32, 40)
    x_fits, y_fits = Between(Read(x), spot_x, spot_x + slack), Between(Read(y), spot_y, spot_y + slack)
    program = (
        If(Bits(Read(dug), mask, "any"), (Stop(),)),
        If(Both(x_fits, y_fits), (put(dug, joined(dug, mask)), put(item, treasure))),
    )
    return program, (
        f"Write a routine for buried treasure: if ${mask:02X} is still clear in {dug.address} and the hero digs with x {x.address} from {spot_x} to {spot_x + slack} and y {y.address} from {spot_y} to {spot_y + slack}, set that mask and store ${treasure:02X} at {item.address}.",
        f"How do I hide an item for the shovel? Once only (flag: mask ${mask:02X} of {dug.address}). Digging spot: {spot_x} <= byte {x.address} <= {spot_x + slack} and {spot_y} <= byte {y.address} <= {spot_y + slack}. Success: flag set, byte {item.address} = ${treasure:02X}.",
        f"if !(byte[{dug.address}] & ${mask:02X}) && {spot_x} <= byte[{x.address}] <= {spot_x + slack} && {spot_y} <= byte[{y.address}] <= {spot_y + slack}: byte[{dug.address}] |= ${mask:02X}, byte[{item.address}] = ${treasure:02X}.",
        f"The flute lies in the grove, in the square whose corner is ({spot_x}, {spot_y}) and whose far corner is ({spot_x + slack}, {spot_y + slack}), borders included. Link's spade hits ({x.address}, {y.address}). If it was not yet dug up (${mask:02X} in {dug.address}, which you set) he gets ${treasure:02X} in {item.address}.",
    )


def leave_portal(draw: Drawer) -> Made:
    x, y, portal_x, portal_y, active = *(draw.variable(16) for _ in range(4)), draw.variable(8)
    value = draw.one(1, 0xFF, 0x40)
    lift = draw.one(0, 4, 8)
    raised = minus(y, lift) if lift else Read(y)
    above = f", {lift} pixels higher" if lift else ""
    return (put(portal_x, x), put(portal_y, raised), put(active, value)), (
        f"Write a routine that leaves a mirror portal where the hero stands{above}: the words {portal_x.address} and {portal_y.address} get his x ({x.address}) and y ({y.address}){f' minus {lift}' if lift else ''}, and {active.address} becomes ${value:02X}.",
        f"How do I store the portal's position? x word {x.address} -> word {portal_x.address}; y word {y.address}{f' - {lift}' if lift else ''} -> word {portal_y.address}; active byte {active.address} = ${value:02X}.",
        f"word[{portal_x.address}] = word[{x.address}]; word[{portal_y.address}] = word[{y.address}]{f' - {lift}' if lift else ''}; byte[{active.address}] = ${value:02X}.",
        f"The mirror took Link to the other world and a sparkle remains behind. Its place is his own ({x.address}/{y.address}, 16 bits, x/y){above}: keep it in {portal_x.address}/{portal_y.address}, and switch it on with ${value:02X} in {active.address}.",
    )


def area_forbidden(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    areas = draw.array(8, count)
    area = draw.variable(8)
    follower = draw.one("follower", "boat", "bird", "horse")
    return (Report(Some(areas, check(Here(areas), "==", area))),), (
        f"Write a routine that tells whether the {follower} may not come along: carry set if the area {area.address} is among the {where(areas)}, else clear.",
        f"How do I check an area against a list of forbidden ones? List: {where(areas)}; area now: byte {area.address}. In the list: carry set. Not: carry clear.",
        f"carry = byte[{area.address}] in {where(areas)}.",
        f"My {follower} refuses to enter {count} areas; their numbers are kept at {areas.address}, one byte each. Link heads for area {area.address}. If it is one of those set the carry, otherwise clear it.",
    )


def area_song(draw: Drawer) -> Made:
    area, progress, song, playing = (draw.variable(8) for _ in range(4))
    early, forest, field = draw.rng.sample(range(1, 32), 3)
    chapter = draw.rng.randrange(2, 6)
    wanted = Algorithms(draw).own("wanted")
    program = (
        put(
            wanted,
            Chosen(
                check(progress, "<", chapter),
                Number(early),
                Chosen(Bits(Read(area), 0x3F ^ 7, "none"), Number(forest), Number(field)),
            ),
        ),
        If(check(playing, "!=", wanted), (put(song, wanted), put(playing, wanted))),
    )
    return program, (
        f"Write a routine that starts an area's music: song {early} while the progress {progress.address} is below {chapter}; from then on {forest} in areas with (area & $38) = 0 and {field} in the rest; area: {area.address}. If {playing.address} differs from that song, store the song at both {song.address} and {playing.address}.",
        f"How do I change songs between areas without restarting the same one? Wanted: progress byte {progress.address} < {chapter} ? {early} : (area byte {area.address} & $38) == 0 ? {forest} : {field}. Not equal to byte {playing.address}: write it there and to {song.address}. Equal: nothing.",
        f"s = byte[{progress.address}] < {chapter} ? {early} : !(byte[{area.address}] & $38) ? {forest} : {field}; if byte[{playing.address}] != s: byte[{song.address}] = byte[{playing.address}] = s.",
        f"Before chapter {chapter} ({progress.address}) the rain theme, {early}, plays everywhere. Later the top row of the map (bits 3 to 5 of the area {area.address} all clear) has {forest}, all else {field}. {playing.address} is what you hear now; only if it has to change send the number to {song.address} and note it in {playing.address}.",
    )


def cloud_overlay(draw: Drawer) -> Made:
    camera, drift, scroll = draw.variable(16), draw.variable(16), draw.variable(16)
    step, shift = draw.one(1, 2, 3), draw.one(1, 2)
    return (more(drift, step), put(scroll, plus(Shifted(Read(camera), "right", shift), drift))), (
        f"Write a routine that scrolls a cloud overlay: the drift, a word at {drift.address}, grows by {step}; the overlay's scroll {scroll.address} is the camera word {camera.address} / {1 << shift} plus the drift (rounded down, 16 bits, wraps).",
        f"How do I move fog at a {'half' if shift == 1 else 'quarter'} of the camera's speed plus its own wind? drift word {drift.address} += {step}; scroll word {scroll.address} = (camera word {camera.address} >> {shift}) + drift.",
        f"word[{drift.address}] += {step}; word[{scroll.address}] = (word[{camera.address}] >> {shift}) + word[{drift.address}].",
        f"Mist over the Lost Woods: it has its own wind, {step} pixel{'s' if step > 1 else ''} a frame, summed up in {drift.address}, and besides follows the view ({camera.address}, unsigned) at 1/{1 << shift} of its way. The sum is what the layer's scroll register copy {scroll.address} should hold; three 16-bit words.",
    )


def map_marker(draw: Drawer) -> Made:
    x, y, marker_x, marker_y = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    shift = draw.one(4, 5)
    left, top = draw.rng.randrange(4, 40), draw.rng.randrange(4, 40)
    across, down = (plus(Half(Shifted(Read(one), "right", shift), False), by) for one, by in ((x, left), (y, top)))
    return (put(marker_x, across), put(marker_y, down)), (
        f"Write a routine that places the hero's marker on the world map: {marker_x.address} = low byte of (x >> {shift}) + {left} and {marker_y.address} = low byte of (y >> {shift}) + {top}, where x is the word {x.address} and y the word {y.address}.",
        f"How do I scale world coordinates down to map pixels? 1/{1 << shift} of word {x.address}, plus {left}, into byte {marker_x.address}; 1/{1 << shift} of word {y.address}, plus {top}, into byte {marker_y.address}. Only the low 8 bits count.",
        f"byte[{marker_x.address}] = (word[{x.address}] >> {shift}) + {left}; byte[{marker_y.address}] = (word[{y.address}] >> {shift}) + {top}; modulo 256.",
        f"On the map a pixel stands for {1 << shift} of the world, and the map's corner is at ({left}, {top}) of the screen. Link is at {x.address} / {y.address} (two bytes each); his blinking face goes to {marker_x.address} / {marker_y.address} (one byte each, whatever does not fit is cut off).",
    )


def first_visit(draw: Drawer) -> Made:
    seen = draw.array(8, draw.one(16, 24, 32, 39))
    area, banner = draw.variable(8, below=seen.length), draw.variable(8)
    frames, mask = draw.rng.randrange(60, 250), draw.one(0x80, 0x01, 0x10)
    place = at(seen, area)
    program = (If(Bits(Read(place), mask, "none"), (put(place, joined(place, mask)), put(banner, frames))),)
    return program, (
        f"Write a routine that shows an area's name on the first visit: if ${mask:02X} is clear in the byte of area {area.address} (below {seen.length}; {where(seen)}), set it and start the banner, {banner.address} = {frames}.",
        f"How do I run something only the first time an area is entered? Per-area bytes: {where(seen)}; area index byte {area.address} < {seen.length}; visited mask ${mask:02X}. Not visited: mark it, byte {banner.address} = {frames}. Visited: nothing.",
        f"f = byte[{seen.address} + byte[{area.address}]]; if !(f & ${mask:02X}): f |= ${mask:02X}, byte[{banner.address}] = {frames}; index < {seen.length}.",
        f"'Kakariko Village' in big letters, but just once. The bit ${mask:02X} of the area's flags ({seen.length} areas from {seen.address}, Link's is {area.address}) remembers it. A new area: the letters stay for {frames} frames, counted in {banner.address}.",
    )


def shallow_splash(draw: Drawer) -> Made:
    tile, moving, clock, sound = (draw.variable(8) for _ in range(4))
    wet, period, splash = draw.one(0x09, 0x40, 0x08, 0x20), draw.rng.randrange(6, 30), draw.rng.randrange(1, 64)
    program = (
        If(Either(Bits(Read(tile), wet, "none"), check(moving, "==", 0)), (put(clock, 0), Stop())),
        more(clock),
        If(check(clock, ">=", period), (put(clock, 0), put(sound, splash))),
    )
    mask_text = f"a bit of ${wet:02X}" if wet & (wet - 1) else f"${wet:02X}"
    return program, (
        f"Write a routine for steps in shallow water: if {mask_text} is set in the tile flags {tile.address} and the hero moves ({moving.address} not 0), count {clock.address} up; at {period} or more it becomes 0 and sound {splash} goes to {sound.address}. On dry ground or at rest the count is 0.",
        f"How do I play a splash every {period} frames of wading? Tile {tile.address} & ${wet:02X} nonzero and byte {moving.address} nonzero: counter byte {clock.address} + 1, and on counter >= {period}: counter = 0, byte {sound.address} = {splash}. Otherwise counter = 0 only.",
        f"if (byte[{tile.address}] & ${wet:02X}) && byte[{moving.address}]: if ++byte[{clock.address}] >= {period}: byte[{clock.address}] = 0, byte[{sound.address}] = {splash}; else byte[{clock.address}] = 0.",
        f"Puddles: {mask_text} of {tile.address} means wet feet. As long as Link walks in them ({moving.address} isn't 0) there is a splash, number ${splash:02X} to {sound.address}, every {period} calls; {clock.address} keeps time and starts over when he stops or gets out.",
    )


RECIPES = (
    area_event,
    overlay_shown,
    area_of_position,
    leave_area,
    rain_falls,
    lightning,
    scroll_to_next_screen,
    whirlpool,
    flute_stop,
    secret_under_bush,
    dig_here,
    leave_portal,
    area_forbidden,
    area_song,
    cloud_overlay,
    map_marker,
    first_visit,
    shallow_splash,
)
