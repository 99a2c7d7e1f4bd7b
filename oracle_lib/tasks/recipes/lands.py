"""The world outside: terrain, fire, snow, dates, timetables, quests, waves and caravans."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Field,
    Half,
    Here,
    If,
    Number,
    Product,
    Read,
    Saturating,
    Shifted,
    Stop,
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
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def biome_of_cell(draw: Drawer) -> Made:
    height, wet, kind = draw.variable(8), draw.variable(8), draw.variable(8)
    table = Table("BiomeTable", "kind", tuple(draw.rng.randrange(0, 12) for _ in range(16)))
    place = Algorithms(draw).own("place")
    program = (
        put(place, joined(Shifted(Field(Read(height), 6, 2), "left", 2), Field(Read(wet), 6, 2))),
        put(kind, at(table, place)),
    )
    rows = "; ".join(", ".join(map(str, table.values[4 * n : 4 * n + 4])) for n in range(4))
    return program, (
        f"Pick the biome of a map cell from its height {height.address} and wetness {wet.address}, each by its top two bits: height rows 0 to 3, wetness columns 0 to 3 of {rows}. Biome to {kind.address}.",
        f"byte[{kind.address}] = t[(h >> 6) * 4 + (w >> 6)], t = {listed(table)}; h = byte[{height.address}], w = byte[{wet.address}].",
        f"How do I turn two noise maps into terrain? Height byte {height.address}, moisture byte {wet.address}; quarter each range (0-63, 64-127, 128-191, 192-255). Terrain numbers, a row for each height quarter from low to high, in it dry to wet: {rows}. Write the number to {kind.address}.",
        f"biome -> {kind.address} from a 4x4 table by height {height.address}>>6 (row) and moisture {wet.address}>>6 (column): {listed(table)}.",
    )


def fire_spreads_in_row(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 10, 12, 16))
    burning = draw.variable(8)
    fire, wood = draw.rng.sample((0x80, 0x40, 0x20, 0x10, 0x01), 2)
    own = Algorithms(draw).own
    before, held, place = own("before"), own("held"), own("place")
    ahead = at(row, place)
    program = (
        put(before, 0),
        put(place, 0),
        put(burning, 0),
        While(
            check(place, "<", row.length),
            (
                put(held, ahead),
                If(
                    Bits(Read(held), fire, "any"),
                    (put(ahead, masked(held, 0xFF - (fire | wood))),),
                    (
                        when(
                            Both(Bits(Read(held), wood, "any"), Bits(Read(before), fire, "any")),
                            put(ahead, joined(held, fire)),
                            more(burning),
                        ),
                    ),
                ),
                put(before, held),
                more(place),
            ),
        ),
    )
    return program, (
        f"One step of a forest fire in a row of {row.length} cells ({row.address}), bit ${fire:02X} burning, bit ${wood:02X} wood: a burning cell loses both bits; a cell with wood that doesn't burn, but whose left neighbour was burning before the step, starts to burn. The number of new fires goes to {burning.address}.",
        f"new[i] = old[i] & ${fire:02X} ? old[i] & ${0xFF - (fire | wood):02X} : old[i] & ${wood:02X} and i and old[i - 1] & ${fire:02X} ? old[i] | ${fire:02X} : old[i]; n = new fires. In place, {where(row)}; n {burning.address}.",
        f"How do I let the wind drive a fire eastwards through my woods? Cells left to right: {where(row)}; flags ${wood:02X} wood, ${fire:02X} fire, others don't matter and stay. All cells change at once: fire burns out (both flags off), and wood right beside (to the right of) a former fire burns now. Tell me in {burning.address} how many caught fire.",
        f"forest fire step, {where(row)}: burning ${fire:02X} -> both bits off; wood ${wood:02X} with a burning left neighbour (old state) -> also burning; new fires {burning.address}.",
    )


def snow_piles_up(draw: Drawer) -> Made:
    depths = draw.array(8)
    snowing, roofed, deep = draw.variable(8, below=2), draw.array(8, depths.length), draw.variable(8)
    most, limit = draw.one(12, 16, 31, 60), draw.one(5, 8, 10)
    program = (
        put(deep, 0),
        Each(
            (depths, roofed),
            (
                If(
                    check(snowing, "!=", 0),
                    (when(Bits(Read(Here(roofed)), 0x80, "none"), more_up_to(Here(depths), most)),),
                    (less_down_to(Here(depths), 0, 1),),
                ),
                when(check(Here(depths), ">=", limit), more(deep)),
            ),
        ),
    )
    return program, (
        f"Snow cover, the {where(depths)}: while it snows ({snowing.address} = 1) each cell without a roof (bit 7 of the bytes from {roofed.address} clear) gets one deeper, up to {most}; while it doesn't (0) all thaw by one down to 0. {deep.address} = number of cells of depth {limit} or more afterwards.",
        f"s ? (roof[i] & $80 ? same : d[i] = min(d[i] + 1, {most})) : d[i] = max(d[i] - 1, 0); n = #(d >= {limit}). d {where(depths)}, roof bytes {roofed.address}, s {snowing.address} < 2, n {deep.address}.",
        f"How do I accumulate snow? Depth of {depths.length} places: bytes {depths.address}; attribute bytes {roofed.address}, $80 = sheltered. Weather byte {snowing.address}: 1 snowing, 0 not. Snow: +1 outdoors, no more than {most}. Otherwise -1 everywhere, at least 0. Then count at {deep.address} where one sinks in ({limit} and deeper).",
        f"weather {snowing.address}: 1 -> unroofed cells (bit 7 of {roofed.address}+i clear) depth +1 (max {most}); 0 -> all -1 (min 0). depths {where(depths)}; >= {limit} counted {deep.address}.",
    )


def zone_banner(draw: Drawer) -> Made:
    zone, entered, name = draw.variable(8), draw.variable(8), draw.variable(8)
    length, none, bit = draw.rng.randrange(20, 100), draw.one(0, 0xFF), 1 << draw.rng.randrange(8)
    timer = draw.variable(8, below=length + 1)
    program = (
        If(
            Bits(Read(entered), bit, "any"),
            (put(entered, toggled(entered, bit)), put(name, zone), put(timer, length)),
            (
                If(
                    check(timer, "!=", 0),
                    (less(timer),),
                    (put(name, none),),
                ),
            ),
        ),
    )
    return program, (
        f"Zone banner: when bit ${bit:02X} of {entered.address} is set, the hero has just entered zone {zone.address}: clear the bit, show it ({name.address} = zone) and set {timer.address} = {length}. In other calls lower the timer (0 to {length}), and if it is already 0 set {name.address} = {none}.",
        f"e & ${bit:02X} ? (e ^= ${bit:02X}, n = z, t = {length}) : t ? --t : (n = {none}). e {entered.address}, z {zone.address}, n {name.address}, t {timer.address} (<= {length}).",
        f"How do I show the area's name for {length} frames after entering it? Area byte {zone.address}; ${bit:02X} in {entered.address} = new area (switch it off once seen); name on screen {name.address} ({none} for nothing); countdown {timer.address}, at most {length}. A new area starts it at {length}; no new area and countdown running: one less; countdown at 0: no name.",
        f"area title: new-zone flag ${bit:02X} in {entered.address} (consume) -> name {name.address} = [{zone.address}], timer {timer.address} = {length}; else timer-1; timer already 0 -> name {none}.",
    )


def quest_turned_in(draw: Drawer) -> Made:
    flags, items, gold, done = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    active, finished = (1 << one for one in draw.rng.sample(range(8), 2))
    need, reward = draw.rng.randrange(3, 30), draw.rng.randrange(50, 900)
    program = (
        put(done, 0),
        when(
            Both(Bits(Read(flags), active, "any"), check(items, ">=", need)),
            less(items, need),
            put(flags, joined(masked(flags, 0xFF - active), finished)),
            more(gold, reward),
            put(done, 1),
        ),
    )
    return program, (
        f"Turn in a quest: if it is accepted (bit ${active:02X} of {flags.address}) and the hero has at least {need} of the item ({items.address}), take {need}, clear that bit and set bit ${finished:02X} (finished), pay {reward} into {gold.address} (word, wraps), and {done.address} = 1; else {done.address} = 0.",
        f"ok = f & ${active:02X} and n >= {need}; if ok: n -= {need}, f = f & ~${active:02X} | ${finished:02X}, g += {reward}. f {flags.address}, n {items.address}, g word {gold.address}, ok {done.address}.",
        f"How do I code 'bring me {need} herbs'? Quest flags {flags.address}: ${active:02X} = accepted, ${finished:02X} = done. Herbs {items.address}. With enough of them when he talks to the witch and the quest is on: herbs minus {need}, the first flag off, the second on, 16-bit purse {gold.address} plus {reward}. {done.address} tells the dialogue if it happened (1/0).",
        f"hand in {need} of {items.address} if quest bit ${active:02X} of {flags.address}: bit off, ${finished:02X} on, +{reward} to word {gold.address}, {done.address} = 1/0.",
    )


def bounty_counts_kill(draw: Drawer) -> Made:
    targets = draw.array(8, draw.one(3, 4, 5))
    counts = draw.array(8, targets.length)
    killed, ready = draw.variable(8), draw.variable(8)
    program = (
        put(ready, 0),
        Each(
            (targets, counts),
            (
                when(
                    Both(check(Here(targets), "==", killed), check(Here(counts), "!=", 0)),
                    less(Here(counts)),
                    when(check(Here(counts), "==", 0), more(ready)),
                ),
            ),
        ),
    )
    return program, (
        f"A monster of kind {killed.address} has been killed: of {targets.length} hunting quests (wanted kinds {targets.address}, number still missing {counts.address}, bytes) each that wants this kind and misses some misses one less. Count those fulfilled by this kill at {ready.address}.",
        f"for q < {targets.length}: if want[q] == k and left[q]: if --left[q] == 0: ++n. want {targets.address}, left {counts.address}, k {killed.address}, n {ready.address} from 0.",
        f"How do I update kill quests? The quest log has {targets.length} lines: monster {targets.address} + q, how many to go {counts.address} + q (0: done or none). Dead monster: {killed.address}. Lower every matching line that isn't at 0. {ready.address}: how many lines came to 0 just now.",
        f"kill of [{killed.address}]: {targets.length} hunts (type {targets.address}, remaining {counts.address}); matching with remaining > 0 -> -1; newly 0 -> counted in {ready.address}.",
    )


def festival_today(draw: Drawer) -> Made:
    day, found, left = draw.variable(16, below=366), draw.variable(8), draw.variable(16)
    days = sorted(draw.rng.sample(range(5, 360), 4))
    table = Table("FestivalTable", "day", tuple(days), 16)
    place = Algorithms(draw).own("place")
    program = (
        put(found, 0),
        put(left, 0xFFFF),
        put(place, 0),
        While(
            check(place, "<", 4),
            (
                when(
                    check(at(table, masked(place, 3)), ">=", day),
                    put(found, plus(place, 1)),
                    put(left, minus(at(table, masked(place, 3)), day)),
                    Stop(),
                ),
                more(place),
            ),
        ),
    )
    told = ", ".join(map(str, days))
    return program, (
        f"Which festival comes next this year, and in how many days? They are on days {told} of the year; today is {day.address} (word, at most 365). Number 1 to 4 to {found.address}, days left (0: today) to the word {left.address}. After the last one 0 and 65535.",
        f"i = first F[i] >= d: byte[{found.address}] = i + 1, word[{left.address}] = F[i] - d; none: 0 and $FFFF. F = ({told}), d = word[{day.address}] <= 365.",
        f"How do I announce the next holiday? Holidays 1 to 4 fall on the {days[0]}th, {days[1]}th, {days[2]}th and {days[3]}th day. The calendar's day word is {day.address} (up to 365). A holiday of today still counts. Holiday number -> {found.address}, days to wait -> {left.address} (16 bits). None left this year: 0, $FFFF.",
        f"next festival at day {told} >= today (word {day.address}, <= 365): its number 1-4 -> {found.address}, days away -> word {left.address}; over: 0 / $FFFF.",
    )


def is_daylight(draw: Drawer) -> Made:
    season, hour, light, lamps = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    rng = draw.rng
    dawns = Table("DawnTable", "hour", tuple(rng.randrange(4, 9) for _ in range(4)))
    dusks = Table("DuskTable", "hour", tuple(rng.randrange(16, 22) for _ in range(4)))
    dim = rng.randrange(3, 10)
    program = (
        If(
            Both(check(hour, ">=", at(dawns, season)), check(hour, "<", at(dusks, season))),
            (put(light, 15), put(lamps, 0)),
            (put(light, dim), put(lamps, 1)),
        ),
    )
    return program, (
        f"Day or night? By season {season.address} (0 to 3) the sun rises at {', '.join(map(str, dawns.values))} and sets at {', '.join(map(str, dusks.values))} o'clock. From the sunrise hour until before the sunset hour ({hour.address}) the brightness {light.address} is 15 and the lamps {lamps.address} are 0, else {dim} and 1.",
        f"day = R[s] <= h < S[s]; light = day ? 15 : {dim}; lamps = !day. s {season.address} < 4, h {hour.address}, light {light.address}, lamps {lamps.address}; R = {list(dawns.values)}, S = {list(dusks.values)}.",
        f"How do I switch street lamps by season? Season number {season.address}, valid; hour byte {hour.address}. Daylight lasts from {listed(dawns)} (sunrise, included) to {listed(dusks)} (sunset, not included), a value for each of the four seasons. By day write 15 to {light.address} and 0 to {lamps.address}, by night {dim} and 1.",
        f"season [{season.address}] sunrise {list(dawns.values)} sunset {list(dusks.values)}; hour {hour.address} in [rise, set) -> light {light.address}=15 lamps {lamps.address}=0 else {dim}/1.",
    )


def next_departure(draw: Drawer) -> Made:
    hour, minute, wait = draw.variable(8, below=24), draw.variable(8, below=60), draw.variable(16)
    rng = draw.rng
    times = sorted(rng.sample(range(5 * 60, 23 * 60, 5), 4))
    table = Table("DepartureTable", "minute", tuple(times), 16)
    own = Algorithms(draw).own
    now, place = own("now", 16), own("place")
    program = (
        put(now, plus(Product(Read(hour), Number(60)), Widened(Read(minute)))),
        put(place, 0),
        While(
            check(place, "<", 4),
            (
                when(
                    check(at(table, masked(place, 3)), ">=", now),
                    put(wait, minus(at(table, masked(place, 3)), now)),
                    Stop(),
                ),
                more(place),
            ),
        ),
        when(check(place, ">=", 4), put(wait, minus(value(times[0] + 1440, 16), now))),
    )
    told = ", ".join(f"{t // 60}:{t % 60:02d}" for t in times)
    return program, (
        f"The ferry leaves at {told}. It is {hour.address} o'clock (0 to 23) and {minute.address} minutes (0 to 59). Minutes until the next departure (0: right now), after the last one until tomorrow's first, to the word {wait.address}.",
        f"now = 60 * h + m; word[{wait.address}] = min over t >= now of t - now, else {times[0]} + 1440 - now; t = {', '.join(map(str, times))} (minutes of the day). h {hour.address} < 24, m {minute.address} < 60.",
        f"How do I show how long the player has to wait for the train? Timetable: {told}. Clock: hour byte {hour.address}, minute byte {minute.address}, both valid. A train of this very minute still counts. When all have left, wait for the first one of the next day. Result in minutes, 16 bits: {wait.address}.",
        f"minutes till next ferry ({told}) from {hour.address}:{minute.address} -> word {wait.address}, tomorrow's first after the last; leaving now = 0.",
    )


def island_grows_bridges(draw: Drawer) -> Made:
    pieces, cells = draw.variable(8), draw.array(8, draw.one(6, 8, 10, 12))
    plank, gap = draw.rng.sample(range(0x80), 2)
    built = draw.variable(8)
    program = (
        put(built, 0),
        Each(
            (cells,),
            (
                when(check(pieces, "==", 0), Stop()),
                when(check(Here(cells), "==", gap), put(Here(cells), plank), less(pieces), more(built)),
            ),
        ),
    )
    return program, (
        f"Build a bridge with the planks in {pieces.address}: in the {where(cells)} every gap ${gap:02X}, from the first on, becomes a plank ${plank:02X} and uses one up, until none are left. Number laid to {built.address}.",
        f"n = 0; for c in the {where(cells)}: if p == 0: break; if c == ${gap:02X}: c = ${plank:02X}, --p, ++n. p {pieces.address}, n {built.address}.",
        f"How do I let the carpenter mend as much of a pier as he has wood for? Pier: {cells.length} tiles at {cells.address}, holes are ${gap:02X}. Wood: {pieces.address}, one piece per hole, starting at the lowest address; a mended tile is ${plank:02X}. Write to {built.address} how many holes he closed.",
        f"fill ${gap:02X} with ${plank:02X} in {where(cells)}, left to right, one of {pieces.address} each while it lasts; filled -> {built.address}.",
    )


def compass_to_goal(draw: Drawer) -> Made:
    x, y, goal_x, goal_y, sign = (draw.variable(8) for _ in range(5))
    own = Algorithms(draw).own
    code = own("code")
    arrows = Table("ArrowTable", "tile", tuple(draw.rng.sample(range(0x20, 0x90), 9)))
    program = (
        put(code, 4),
        when(check(goal_x, "<", x), less(code, 1)),
        when(check(goal_x, ">", x), more(code, 1)),
        when(check(goal_y, "<", y), less(code, 3)),
        when(check(goal_y, ">", y), more(code, 3)),
        put(sign, at(arrows, Binary("min", Read(code), Number(8)))),
    )
    t = arrows.values
    return program, (
        f"A compass tile points from the map square {x.address}, {y.address} to {goal_x.address}, {goal_y.address} (column, row bytes; rows count downwards): tiles north-west, north, north-east are ${t[0]:02X}, ${t[1]:02X}, ${t[2]:02X}; west, here, east ${t[3]:02X}, ${t[4]:02X}, ${t[5]:02X}; south-west, south, south-east ${t[6]:02X}, ${t[7]:02X}, ${t[8]:02X}. Tile to {sign.address}.",
        f"byte[{sign.address}] = t[4 + sign(gx - x) + 3 * sign(gy - y)], t = {listed(arrows)}; x {x.address}, y {y.address}, gx {goal_x.address}, gy {goal_y.address}, unsigned.",
        f"How do I show an arrow to the quest's goal? Player's screen: column {x.address}, row {y.address}; goal: {goal_x.address}, {goal_y.address}. Nine tiles, read like a page from the top left arrow over 'you are there' in the middle to the bottom right one: {listed(arrows)}. Any difference in a coordinate counts, whatever its size. Result {sign.address}.",
        f"3x3 arrow tiles {listed(arrows)} (NW N NE W - E SW S SE) from map pos {x.address},{y.address} toward {goal_x.address},{goal_y.address} -> {sign.address}.",
    )


def sea_waves_in_row(draw: Drawer) -> Made:
    surface, speed = draw.slots(16, 8)
    wet = draw.variable(16)
    level, shift = draw.one(0x80, 0x100, 0x60), draw.one(2, 3, 4)
    own = Algorithms(draw).own
    pull = own("pull", 16)
    program = (
        put(wet, 0),
        Each(
            (surface, speed),
            (
                put(pull, Shifted(minus(value(level, 16), Here(surface)), "signed right", shift)),
                more(Here(speed), Half(Read(pull), False)),
                put(Here(surface), plus(Here(surface), Widened(Read(Here(speed)), True))),
                when(check(Here(surface), ">", level, signed=True), more(wet)),
            ),
        ),
    )
    return program, (
        f"Springs for a water surface: {surface.length} columns, heights (signed words) from {surface.address}, speeds (signed bytes) from {speed.address}. For each: speed += low byte of ({level} - height) >> {shift} (arithmetic), wrapping; height += speed. Count the columns above {level} (signed) afterwards in the word {wet.address}.",
        f"v[i] += ({level} - h[i]) >> {shift}; h[i] += v[i]; n = #(h > {level}). h s16 {surface.address}, v s8 {speed.address}, {surface.length} columns, n word {wet.address}; arithmetic shift of the 16-bit difference, v mod 256.",
        f"How do I animate a bouncing water line? Each of {surface.length} points has a 16-bit height ({surface.address}) and an 8-bit speed ({speed.address}), both two's complement. A point is pulled to rest height {level}: divide the 16-bit difference rest - height by {1 << shift}, rounding down, add its low byte to the speed (8 bits), and add the speed to the height. {wet.address}, a word, counts the points that are then over the rest height.",
        f"water springs, {surface.length} columns: v ({speed.address}, s8) += ({level} - h)>>{shift}, h ({surface.address}, s16) += v; how many h > {level} -> word {wet.address}.",
    )


def caravan_trades_at_town(draw: Drawer) -> Made:
    stock, prices = draw.slots(8, 8)
    town = draw.variable(8, below=stock.length)
    cargo, gold = draw.variable(8), draw.variable(16)
    most, step = draw.one(50, 60, 99), draw.one(1, 2, 3)
    own = Algorithms(draw).own
    room = own("room")
    program = (
        put(room, Saturating("subtract", Number(most), Read(at(stock, town)), 0)),
        put(room, Binary("min", Read(room), Read(cargo))),
        more(at(stock, town), room),
        less(cargo, room),
        more(gold, Product(Read(room), Read(at(prices, town)))),
        less_down_to(at(prices, town), 1, step),
    )
    return program, (
        f"A caravan sells in town {town.address} (below {stock.length}): as much of its cargo {cargo.address} as the town's stock (bytes from {stock.address}) has room for up to {most}. It is paid the town's price (bytes from {prices.address}) apiece into {gold.address} (word, wraps); after that the price there falls by {step}, not below 1.",
        f"n = min(max({most} - st[t], 0), c); st[t] += n, c -= n, g += n * pr[t]; pr[t] = max(pr[t] - {step}, 1). t {town.address} < {stock.length}, st {stock.address}, pr {prices.address}, c {cargo.address}, g word {gold.address}.",
        f"How do I simulate a trader's visit? Town number {town.address}, valid; stock byte {stock.address} + town, price byte {prices.address} + town. He unloads what fits until the stock is {most} (nothing if it is there or beyond), out of {cargo.address} sacks. Sacks sold times price goes to the 16-bit {gold.address}. Each visit, sale or not, lowers the price by {step}, at least 1 remains.",
        f"town [{town.address}]: unload min(cargo {cargo.address}, {most} - stock) into stock {stock.address}+t, earn that x price {prices.address}+t in word {gold.address}, price then -{step} (min 1).",
    )


def signpost_by_progress(draw: Drawer) -> Made:
    flags, message = draw.variable(16), draw.variable(16)
    bits = draw.rng.sample(range(16), 3)
    texts = draw.rng.sample(range(0x10, 0x1C0), 4)
    program = (
        put(message, texts[3]),
        when(Bits(Read(flags), 1 << bits[2], "any"), put(message, texts[2])),
        when(Bits(Read(flags), 1 << bits[1], "any"), put(message, texts[1])),
        when(Bits(Read(flags), 1 << bits[0], "any"), put(message, texts[0])),
    )
    return program, (
        f"What the signpost says depends on the story flags {flags.address} (word), the most important first: bit {bits[0]} -> message ${texts[0]:03X}, bit {bits[1]} -> ${texts[1]:03X}, bit {bits[2]} -> ${texts[2]:03X}, none of them -> ${texts[3]:03X}. Message number to the word {message.address}.",
        f"word[{message.address}] = f & ${1 << bits[0]:04X} ? ${texts[0]:03X} : f & ${1 << bits[1]:04X} ? ${texts[1]:03X} : f & ${1 << bits[2]:04X} ? ${texts[2]:03X} : ${texts[3]:03X}; f = word[{flags.address}].",
        f"How do I choose an NPC's line by events? 16 event bits in {flags.address}. If event {bits[0]} has happened, text ${texts[0]:03X}; otherwise, if event {bits[1]} has, ${texts[1]:03X}; otherwise event {bits[2]}: ${texts[2]:03X}; at the beginning of the game ${texts[3]:03X}. Write the 16-bit text number to {message.address}.",
        f"npc text by flags word {flags.address}: bit {bits[0]} ${texts[0]:03X}, bit {bits[1]} ${texts[1]:03X}, bit {bits[2]} ${texts[2]:03X}, none ${texts[3]:03X}; earlier bit wins; -> word {message.address}.",
    )


RECIPES = (
    biome_of_cell,
    fire_spreads_in_row,
    snow_piles_up,
    zone_banner,
    quest_turned_in,
    bounty_counts_kill,
    festival_today,
    is_daylight,
    next_departure,
    island_grows_bridges,
    compass_to_goal,
    sea_waves_in_row,
    caravan_trades_at_town,
    signpost_by_progress,
)
