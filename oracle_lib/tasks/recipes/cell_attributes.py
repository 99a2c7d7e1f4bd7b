"""Map cells whose bytes and words hold several attributes: what may be entered, dug, lit, owned, and what then changes."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Half,
    If,
    Number,
    Read,
    Saturating,
    Scaled,
    Shifted,
    Stop,
    Switch,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    changed,
    ladder,
    lowered,
    part,
    raised,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    masked,
    minus,
    plus,
    put,
    when,
)

SUBJECT = "maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def enter_cell_decision(draw: Drawer) -> Made:
    cell, boots, result = draw.variable(8), draw.variable(8, below=2), draw.variable(8)
    c, b, r = addresses(cell, boots, result)
    high = draw.rng.randrange(2, 6)
    codes = draw.rng.sample(range(1, 60), 4)
    program = (
        ladder(
            (Bits(Read(cell), 0x80, "any"), (put(result, codes[0]),)),
            (check(masked(cell, 7), ">", high), (put(result, codes[1]),)),
            (Both(Bits(Read(cell), 0x40, "any"), check(boots, "==", 0)), (put(result, codes[2]),)),
            otherwise=(put(result, codes[3]),),
        ),
    )
    i, j, k, m = codes
    return program, (
        f"Write a routine that decides what happens on stepping onto the map cell {c}: bit 7 (wall): {r} = {i}; else height (bits 0-2) above {high}: {j}; else bit 6 (ice) without boots ({b}, 0 or 1, is 0): {k}; else {m}.",
        f"cell byte {c} = wi...hhh, boots {b} (0/1) -> {r}: w {i}; h > {high} {j}; i && !boots {k}; else {m}. First match.",
        f"c = byte[{c}]; byte[{r}] = c & $80 ? {i} : (c & 7) > {high} ? {j} : c & $40 && !byte[{b}] ? {k} : {m}; boots is 0 or 1.",
        f"A field of my map is a byte: the top bit is a wall, the next one ice, the three lowest bits the height. Walls stop him (answer {i}), heights over {high} are too much ({j}), ice makes him slip ({k}) unless he has the boots on (1 in {b}, otherwise 0), all else is walking ({m}). Field in {c}, answer to {r}; the first of these that fits.",
    )


def dig_cell(draw: Drawer) -> Made:
    cell, shovel, found = draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    c, s, f = addresses(cell, shovel, found)
    own = Algorithms(draw).own("hardness")
    program = (
        put(found, 0),
        put(own, part(cell, 4, 2)),
        when(
            Both(Bits(Read(cell), 0x80, "none"), check(shovel, ">=", own)),
            put(found, masked(cell, 0x0F)),
            put(cell, joined(masked(cell, 0x70), 0x80)),
        ),
    )
    return program, (
        f"Write a routine that digs at the cell {c}: bit 7 dug, bits 4-5 hardness, bits 0-3 the thing buried. If it isn't dug yet and the shovel {s} (0-3) is at least the hardness, the thing's number goes to {f}, the cell loses it (bits 0-3 = 0) and becomes dug; bits 4-6 stay. Otherwise {f} is 0 and the cell unchanged.",
        f"cell {c} = d.hhtttt, shovel {s} < 4. !d && s >= h: {f} = t, t = 0, d = 1. Else {f} = 0. Bit 6 and h kept.",
        f"c = byte[{c}]; ok = !(c & $80) && byte[{s}] >= (c >> 4 & 3); byte[{f}] = ok ? c & 15 : 0; if ok: byte[{c}] = (c & $70) | $80; shovel 0-3.",
        f"Treasure lies in the low digit of a map byte ({c}; 0 is nothing). Two bits, 4 and 5, say how hard the ground is, and the top bit that someone has dug here already. With a shovel of that hardness or better ({s}, 0 to 3) in untouched ground he takes out what's there ({f}) and leaves a hole; hardness and bit 6 stay as they are. In every other case he gets 0 and nothing changes.",
    )


def cell_word_of_world(draw: Drawer) -> Made:
    cells = draw.array(16, draw.one(16, 32, 64))
    x, y = draw.variable(8, below=8), draw.variable(8, below=cells.length // 8)
    kind, height, owner = draw.variable(8), draw.variable(8), draw.variable(8)
    w, a, b, k, h, o = addresses(cells, x, y, kind, height, owner)
    own = Algorithms(draw).own
    place, entry = replace(own("place"), below=cells.length), own("entry", 16)
    program = (
        put(place, plus(Shifted(Read(y), "left", 3), x)),
        put(entry, at(cells, place)),
        put(kind, part(entry, 0, 6)),
        put(height, part(entry, 6, 4)),
        put(owner, part(entry, 10, 3)),
    )
    rows = cells.length // 8
    return program, (
        f"Write a routine that reads the cell in column {a} (0-7) and row {b} (0-{rows - 1}) of a world of 8 by {rows} words at {w}, row by row: bits 0-5 to {k} (kind), bits 6-9 to {h} (height), bits 10-12 to {o} (owner).",
        f"w = word {w}[8 * {b} + {a}]; {k} = w & 63, {h} = w >> 6 & 15, {o} = w >> 10 & 7. x {a} < 8, y {b} < {rows}.",
        f"w = word[{w} + 2 * (8 * byte[{b}] + byte[{a}])]; byte[{k}] = w & $3F; byte[{h}] = w >> 6 & 15; byte[{o}] = w >> 10 & 7; column below 8, row below {rows}.",
        f"My strategy map has {rows} rows of eight fields, a word each, from {w}. From the bottom a field says in six bits what grows there, in four how high it lies and in three whose it is. The cursor is on column {a}, row {b} (always on the map): fetch these three for the panel, to {k}, {h} and {o}.",
    )


def conquer_cell(draw: Drawer) -> Made:
    cell, attacker, army = draw.variable(16), draw.variable(8, below=8), draw.variable(8, below=64)
    c, a, n = addresses(cell, attacker, army)
    garrison = Algorithms(draw).own("garrison")
    program = (
        put(garrison, part(cell, 0, 6)),
        If(
            check(army, ">", garrison),
            (
                put(
                    cell,
                    joined(
                        masked(cell, 0xFE00),
                        together(16, (minus(army, garrison), 0), (attacker, 6)),
                    ),
                ),
            ),
            (less(cell, Widened(Read(army))),),
        ),
        put(army, 0),
    )
    return program, (
        f"Write a routine that attacks a town. The word {c} has the garrison in bits 0-5 and the owner in bits 6-8. The attacker {a} (0-7) comes with {n} men (below 64). With more men than the garrison he becomes the owner and the difference the new garrison; otherwise the garrison falls by his men. Bits 9-15 stay, and {n} becomes 0.",
        f"{c}: ....... ooo gggggg. n = {n} (<64), p = {a} (<8): n > g -> o = p, g = n - g; else g -= n. Upper seven bits kept; {n} = 0.",
        f"g = w & 63; n = byte[{n}]; w = n > g ? (w & $FE00) | byte[{a}] << 6 | n - g : w - n; byte[{n}] = 0; w = word[{c}]; n < 64, owner < 8.",
        f"Player {a} (0 to 7) throws {n} men, at most 63, at a town. The town is a word, {c}: six bits of defenders, three of owner, and seven of buildings nobody harms. One man kills one. If attackers survive they move in and the town is theirs; if not, the defenders who are left stay, be it none. No attackers remain outside in either case.",
    )


def light_of_cell_spreads(draw: Drawer) -> Made:
    cell, left, right = draw.variable(8), draw.variable(8), draw.variable(8)
    c, a, b = addresses(cell, left, right)
    own = Algorithms(draw).own("light")
    program = (
        when(Bits(Read(cell), 0x80, "any"), Stop()),
        put(own, Binary("max", masked(left, 0x0F), masked(right, 0x0F))),
        when(check(own, "!=", 0), less(own)),
        put(own, Binary("max", Read(own), masked(cell, 0x0F))),
        changed(cell, 0, 4, own),
    )
    return program, (
        f"Write a routine that spreads light to the cell {c} from its neighbours {a} and {b}; light is the low nibble. If bit 7 of the cell is set (opaque), nothing changes. Otherwise its light becomes the greater of its own and of the brighter neighbour's less 1 (not below 0); bits 4-7 stay.",
        f"{c} bit 7 clear: light = max(light, max(light({a}), light({b})) - 1, 0), light = low nibble; high nibble kept. Bit 7 set: return.",
        f"if !(byte[{c}] & $80): n = max(byte[{a}] & 15, byte[{b}] & 15); n -= n > 0; byte[{c}] = (byte[{c}] & $F0) | max(n, byte[{c}] & 15).",
        f"Light goes from cell to cell and loses one step each. Each cell has it in its right digit; the top bit makes a cell solid, and solid cells keep what they have. For the cell {c}, the neighbours being {a} and {b}: take the brighter of them, one step less (dark stays dark), unless the cell is at least that bright already. Its left digit isn't to be touched.",
    )


def slope_and_side_exits(draw: Drawer) -> Made:
    cell, heading, next_ = draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    c, h, n = addresses(cell, heading, next_)
    bits = draw.one((7, 6, 5, 4), (4, 5, 6, 7), (0, 1, 2, 3))
    program = (
        Switch(
            Read(heading),
            tuple(
                (place, (put(next_, either(Bits(Read(cell), 1 << bit, "any"), place, place ^ 1)),))
                for place, bit in enumerate(bits)
            ),
        ),
    )
    return program, (
        f"Write a routine for a crawler that goes on or turns back. Its heading is {h} (0 up, 1 down, 2 left, 3 right); the cell {c} has an exit upwards if bit {bits[0]} is set, downwards with bit {bits[1]}, left with bit {bits[2]}, right with bit {bits[3]}. If there's an exit in its heading, {n} becomes the heading, otherwise the opposite one.",
        f"exits of {c}: bits {bits[0]}, {bits[1]}, {bits[2]}, {bits[3]} = up, down, left, right; heading {h} in that order 0-3. {n} = exit ? h : h ^ 1.",
        f"h = byte[{h}] < 4; byte[{n}] = byte[{c}] >> ({', '.join(map(str, bits))})[h] & 1 ? h : h ^ 1.",
        f"Up, down, left and right are 0 to 3 here ({h}). A pipe piece {c} is open to these sides where its bits {bits[0]}, {bits[1]}, {bits[2]} and {bits[3]} are on, in that order. The spark goes straight on if it may; if the side ahead is closed it comes back the other way, up for down and left for right. New heading: {n}.",
    )


def grow_cell_by_season(draw: Drawer) -> Made:
    cell, season = draw.variable(8), draw.variable(8, below=4)
    c, s = addresses(cell, season)
    stage = Algorithms(draw).own("stage")
    good, dead = draw.rng.sample(range(4), 2)
    program = (
        put(stage, part(cell, 2, 3)),
        ladder(
            (check(season, "==", dead), (put(stage, 0),)),
            (Bits(Read(cell), 0x02, "none"), (Stop(),)),
            (check(season, "==", good), (put(stage, Saturating("add", Read(stage), Number(2), 7)),)),
            otherwise=(put(stage, Saturating("add", Read(stage), Number(1), 7)),),
        ),
        changed(cell, 2, 3, stage),
        lowered(cell, 1),
    )
    return program, (
        f"Write a routine that lets the crop in the cell {c} grow. The stage is bits 2-4, bit 1 means watered. In season {dead} (of 0-3, {s}) the stage becomes 0. In other seasons a dry cell stays as it is altogether; a watered one gains 2 in season {good}, else 1, at most up to 7. Except in that dry case bit 1 is cleared; all other bits stay.",
        f"{c}: stage bits 2-4, water bit 1; season {s} < 4. == {dead}: stage 0. Not watered: return. == {good}: +2, else +1, max 7. Then water = 0. Others kept.",
        f"g = c >> 2 & 7; s = byte[{s}] < 4; s == {dead} ? g = 0 : !(c & 2) ? return : g = min(g + (s == {good} ? 2 : 1), 7); c = (c & $E1) | g << 2; c = byte[{c}].",
        f"Season {dead} kills every plant back to stage 0, watered or not. In the three others a plant that was watered (bit 1 of {c}) comes on one stage, in season {good} even two, stage 7 being the last; an unwatered one does nothing that day. The water is used up whenever something happened. Seasons: {s}, 0 to 3. Stages: bits 2, 3 and 4; the rest of the byte says which plant it is.",
    )


def chunk_and_cell_of_place(draw: Drawer) -> Made:
    x, y, chunk, cell = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    a, b, c, d = addresses(x, y, chunk, cell)
    program = (
        put(chunk, joined(part(x, 8, 4), Shifted(part(y, 8, 3), "left", 4))),
        put(cell, joined(part(x, 4, 4), masked(Half(Read(y), False), 0xF0))),
    )
    return program, (
        f"Write a routine that finds chunk and cell of a place. From the x word {a} and the y word {b}: the byte {c} gets bits 8-11 of x as its low nibble and bits 8-10 of y above (bits 4-6); the byte {d} gets bits 4-7 of x as its low nibble and bits 4-7 of y as its high nibble.",
        f"chunk {c} = (y >> 8 & 7) << 4 | x >> 8 & 15; cell {d} = (y & $F0) | x >> 4 & 15; x word {a}, y word {b}.",
        f"byte[{c}] = (word[{b}] >> 8 & 7) * 16 + (word[{a}] >> 8 & 15); byte[{d}] = (word[{b}] & $F0) | (word[{a}] & $F0) >> 4.",
        f"The world is 16 chunks wide and 8 high, a chunk 256 pixels square, made of cells of 16. For the pixel at x {a}, y {b} (words; what goes beyond the world is ignored) I need the chunk's number, row times 16 plus column ({c}), and the cell's in it, likewise ({d}).",
    )


def crack_then_break(draw: Drawer) -> Made:
    cell, force, dust = draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    c, f, d = addresses(cell, force, dust)
    own = Algorithms(draw).own("cracks")
    gone = draw.rng.randrange(0, 8)
    program = (
        put(dust, 0),
        when(Bits(Read(cell), 0x80, "any"), Stop()),
        put(own, plus(part(cell, 3, 3), force)),
        If(
            check(own, ">", 7),
            (put(cell, gone), put(dust, 2)),
            (changed(cell, 3, 3, own), put(dust, either(check(force, "==", 0), 0, 1))),
        ),
    )
    return program, (
        f"Write a routine that hits the block {c} with the force {f} (0-7). Bit 7 set: unbreakable, {d} = 0. Otherwise the cracks, bits 3-5, grow by the force; above 7 the cell becomes ${gone:02X} and {d} = 2; else they are stored (other bits kept) and {d} = 1, or 0 if the force was 0.",
        f"{c} = u.ccc...; u: {d} = 0. c + {f} (<8) > 7: {c} = ${gone:02X}, {d} = 2. Else c += {f}, {d} = ({f} != 0).",
        f"b = byte[{c}]; n = (b >> 3 & 7) + byte[{f}]; b & $80 ? d = 0 : n > 7 ? (b = ${gone:02X}, d = 2) : (b = (b & $C7) | n << 3, d = byte[{f}] != 0); byte[{c}] = b; byte[{d}] = d; force below 8.",
        f"Blocks break in steps. Three bits (3 to 5) of the block's byte {c} count cracks; a blow adds its force ({f}, 0 to 7), and a block with more than seven cracks is gone, leaving ${gone:02X}. Blocks with the top bit on don't mind. {d} chooses the dust: 2 for gone, 1 for cracked further, 0 when nothing happened, a blow without force included.",
    )


def toll_bridge_cell(draw: Drawer) -> Made:
    cell, purse, let = draw.variable(16), draw.variable(16), draw.variable(8)
    c, p, g = addresses(cell, purse, let)
    price = Algorithms(draw).own("price", 16)
    unit = draw.one(2, 4, 5, 10)
    program = (
        put(price, Scaled(masked(cell, 0x3F), unit)),
        ladder(
            (Bits(Read(cell), 0x4000, "any"), (put(let, 1),)),
            (check(purse, ">=", price), (less(purse, price), raised(cell, 14), put(let, 1))),
            otherwise=(put(let, 0),),
        ),
    )
    return program, (
        f"Write a routine for a toll bridge, the word {c}: bits 0-5 are the toll in units of {unit}, bit 14 says paid. If paid, {g} becomes 1. Else, if the purse (word {p}) has the toll, it is taken, bit 14 is set and {g} becomes 1. Else {g} becomes 0. Other bits stay.",
        f"{c}: paid bit 14 -> {g} = 1. Otherwise toll = (w & 63) * {unit}: purse word {p} >= toll -> pay, set bit 14, {g} = 1; too poor -> {g} = 0.",
        f"t = (word[{c}] & 63) * {unit}; word[{c}] & $4000 ? g = 1 : word[{p}] >= t ? (word[{p}] -= t, word[{c}] |= $4000, g = 1) : g = 0; byte[{g}] = g.",
        f"One pays once at a bridge; bit 14 of its word {c} remembers. The toll is {unit} rupees times what the six lowest bits say, out of the purse {p} (16 bits). {g} opens (1) for those who paid, now or earlier, and stays shut (0) for people without the money. Keep the bridge's other bits.",
    )


RECIPES = (
    enter_cell_decision,
    dig_cell,
    cell_word_of_world,
    conquer_cell,
    light_of_cell_spreads,
    slope_and_side_exits,
    grow_cell_by_season,
    chunk_and_cell_of_place,
    crack_then_break,
    toll_bridge_cell,
)
