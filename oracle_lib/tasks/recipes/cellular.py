"""Cells, grids and graphs: life, ants, floods, wires, sand, scents, falling pieces, reachability."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Here,
    If,
    Index,
    Read,
    Saturating,
    Set,
    Shifted,
    Stop,
    Switch,
    Table,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer, Statements
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def life_cell_next(draw: Drawer) -> Made:
    grid = draw.array(8, 64)
    cell, around, after = draw.variable(8, below=64), draw.variable(8), draw.variable(8)
    program: Statements = (
        put(around, 0),
        *(more(around, masked(at(grid, masked(plus(cell, offset), 63)), 1)) for offset in (1, 7, 8, 9, 55, 56, 57, 63)),
        put(after, 0),
        when(check(around, "==", 3), put(after, 1)),
        when(check(around, "==", 2), put(after, masked(at(grid, cell), 1))),
    )
    return program, (
        f"Game of Life, one cell: 8 by 8 cells row by row in the 64 bytes at {grid.address} (bit 0: alive). The eight neighbours of cell {cell.address} (0 to 63) are the indices cell +-1, +-7, +-8, +-9 modulo 64. Their living ones to {around.address}; {after.address} = 1 if these are 3, the cell's own bit 0 if 2, else 0.",
        f"n = sum of g[(c + d) & 63] & 1, d = +-1, +-7, +-8, +-9; byte[{after.address}] = n == 3 ? 1 : n == 2 ? g[c] & 1 : 0; n -> {around.address}; c = byte[{cell.address}] < 64, g = {grid.address}.",
        f"How do I compute Conway's rule on a wrapped 8x8 board? The board is linear, 64 bytes from {grid.address}, lowest bit = life; neighbours by index arithmetic mod 64 (so a row's end touches the next row's begin). For cell number {cell.address}: count the neighbours in {around.address} and put the next generation's state, 0 or 1, into {after.address} (born with 3, survives with 2 or 3).",
        f"life: cell [{cell.address}] of 64-byte board {grid.address}, offsets 1 7 8 9 55 56 57 63 (mod 64), count -> {around.address}, next state -> {after.address}.",
    )


def ant_turns_and_steps(draw: Drawer) -> Made:
    grid = draw.array(8, 64)
    cell, heading = draw.variable(8, below=64), draw.variable(8, below=4)
    steps = Table("AntStepTable", "step", (0xF8, 0x01, 0x08, 0xFF))
    mark = draw.one(0x01, 0x80, 0x10)
    program = (
        If(
            Bits(Read(at(grid, cell)), mark, "none"),
            (put(heading, masked(plus(heading, 1), 3)),),
            (put(heading, masked(minus(heading, 1), 3)),),
        ),
        put(at(grid, cell), toggled(at(grid, cell), mark)),
        put(cell, masked(plus(cell, at(steps, heading)), 63)),
    )
    return program, (
        f"Langton's ant on 64 cells (8 by 8, row by row, bytes from {grid.address}): on a white cell (bit ${mark:02X} clear) it turns right (heading {heading.address}: 0 up, 1 right, 2 down, 3 left), on a black one left; it flips the bit and walks one cell: index {cell.address} (0-63) changes by -8, 1, 8 or -1, modulo 64.",
        f"h = (h + (g[c] & ${mark:02X} ? -1 : 1)) & 3; g[c] ^= ${mark:02X}; c = (c + (-8, 1, 8, -1)[h]) & 63. h {heading.address} < 4, c {cell.address} < 64, g {grid.address}.",
        f"How do I program Langton's ant? Board of 64 bytes at {grid.address}, color = ${mark:02X}; ant on byte[{cell.address}] looking in direction byte[{heading.address}] (N E S W = 0 1 2 3), both valid. Turn by the color (clear: clockwise, set: counterclockwise), invert the color, then go ahead; rows are 8 long and indices simply wrap at 64.",
        f"langton ant: cell {cell.address} (8x8, index mod 64), dir {heading.address} NESW, map {grid.address}, color bit ${mark:02X}. clear -> right turn, set -> left turn, flip, step.",
    )


def reachable_bits_in_row(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    floor, start, reached = (draw.variable(width) for _ in range(3))
    own = Algorithms(draw).own
    before = own("before", width)
    grown = joined(reached, joined(Shifted(Read(reached), "left", 1), Shifted(Read(reached), "right", 1)))
    top = (1 << width) - 1
    program = (
        put(before, top),
        put(reached, masked(start, floor)),
        While(
            check(reached, "!=", before),
            (put(before, reached), put(reached, masked(grown, floor))),
        ),
    )
    kind = "byte" if width == 8 else "word"
    return program, (
        f"Flood fill in a row of {width} cells: set bits of the {kind} {floor.address} are floor. From the start cells (bits of {start.address} that are floor) spread to neighbouring floor bits until nothing new comes. Result to {reached.address}.",
        f"r = s & f; repeat r = (r | r << 1 | r >> 1) & f until r is unchanged. {kind}s: f {floor.address}, s {start.address}, r {reached.address}.",
        f"How do I find which cells the water reaches? One {width}-bit row as a {kind}: open cells {floor.address}, sources {start.address} (sources in walls don't count). Water flows left and right through open cells. Wet cells go to {reached.address}.",
        f"bitwise 1D flood: mask {floor.address}, seed {start.address}, out {reached.address} ({width} bits, no wrap-around).",
    )


def flood_sweep_downwards(draw: Drawer) -> Made:
    wet = draw.array(8, draw.one(5, 6, 8, 10))
    open_ = draw.array(8, wet.length)
    cells = draw.variable(8)
    own = Algorithms(draw).own
    above, row = own("above"), own("row")
    program = (
        put(above, 0),
        put(cells, 0),
        Each(
            (wet, open_),
            (
                put(row, masked(joined(Here(wet), above), Here(open_))),
                put(
                    row,
                    masked(
                        joined(row, joined(Shifted(Read(row), "left", 1), Shifted(Read(row), "right", 1))), Here(open_)
                    ),
                ),
                when(check(row, "!=", Here(wet)), more(cells)),
                put(Here(wet), row),
                put(above, row),
            ),
        ),
    )
    return program, (
        f"One downward sweep of a flood on {wet.length} rows of 8 cells: wet bits from {wet.address}, open bits from {open_.address} (a byte a row, top first). Each row becomes (row OR the new row above it) AND open, then that OR itself shifted by one to both sides, AND open. Number of rows changed to {cells.address}.",
        f"a = 0; for i < {wet.length}: r = (w[i] | a) & o[i]; r = (r | r << 1 | r >> 1) & o[i]; n += r != w[i]; w[i] = a = r. w {wet.address}, o {open_.address}, n {cells.address}.",
        f"How do I let water run down a bitmap cave? Rows top to bottom: water bytes {wet.address}, passable bytes {open_.address}, {wet.length} of each. In one pass: what comes from above (after this pass) joins, walls are cut out, and it spreads one cell left and right where passable. I repeat the pass until {cells.address}, the number of rows that changed, is 0.",
        f"top-down flood pass over {wet.length} bit rows: wet {wet.address}, passable {open_.address}; inherit from new row above, mask, spread 1 left/right, mask; changed rows -> {cells.address}.",
    )


def wire_row_step(draw: Drawer) -> Made:
    row, pulses = draw.array(8, draw.one(8, 10, 12, 16)), draw.variable(8)
    own = Algorithms(draw).own
    before, held, place, after = own("before"), own("held"), own("place"), own("after")
    program = (
        put(before, 0),
        put(pulses, 0),
        put(place, 0),
        While(
            check(place, "<", row.length),
            (
                put(held, masked(at(row, place), 3)),
                put(after, 0),
                when(check(place, "<", row.length - 1), put(after, masked(at(row, plus(place, 1)), 3))),
                Switch(
                    Read(held),
                    (
                        (2, (put(at(row, place), 3), more(pulses))),
                        (3, (put(at(row, place), 1),)),
                        (1, (when(Either(check(before, "==", 2), check(after, "==", 2)), put(at(row, place), 2)),)),
                    ),
                ),
                put(before, held),
                more(place),
            ),
        ),
    )
    return program, (
        f"A wire of {row.length} cells (bytes from {row.address}, state = low two bits): all at once, a head (2) becomes a tail (3), a tail copper (1), and copper next to a head becomes a head; 0 stays as it is. Beyond both ends there is nothing. Changed cells hold just the new state. Number of heads before the step to {pulses.address}.",
        f"s = c & 3: 2 -> 3; 3 -> 1; 1 -> 2 if an old neighbour's s == 2; else c unchanged. c {where(row)}; #(s == 2) -> {pulses.address}.",
        f"How do I simulate Wireworld in one dimension? {row.length} cells from {row.address}: 0 empty, 1 wire, 2 electron head, 3 electron tail (bits 0-1; other bits matter only in that a changed cell loses them). Next generation in place, every cell judged by the old states of its left and right neighbour. Count the electrons (heads seen) in {pulses.address}.",
        f"1D wireworld step in place, {where(row)}, states in bits 0-1 (1 wire, 2 head, 3 tail), ends closed; heads before -> {pulses.address}.",
    )


def sandpile_topples(draw: Drawer) -> Made:
    sand = draw.array(8, draw.one(6, 8, 10))
    falls, lost = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    most = draw.one(4, 8, 16)
    last = sand.length - 1
    program = (
        put(falls, 0),
        put(lost, 0),
        put(place, 0),
        While(
            check(place, "<", sand.length),
            (
                when(
                    check(at(sand, place), ">=", most),
                    less(at(sand, place), 2),
                    more(falls),
                    If(check(place, "!=", 0), (more(at(sand, minus(place, 1))),), (more(lost),)),
                    If(check(place, "!=", last), (more(at(sand, plus(place, 1))),), (more(lost),)),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"One pass over a sand pile, the {where(sand)}, from the first to the last: a heap of {most} or more grains loses two, one to each neighbour; grains over an end are lost. Number of toppled heaps to {falls.address}, grains lost to {lost.address}. Later heaps see what earlier ones gave them.",
        f"for i in order: if s[i] >= {most}: s[i] -= 2, ++s[i - 1] (or lost), ++s[i + 1] (or lost), ++n. s {where(sand)} (bytes wrap), n {falls.address}, lost {lost.address}; both from 0.",
        f"How do I make sand slide in a row of {sand.length} columns ({sand.address})? Going left to right and updating at once, a column with {most} grains or more gives one to the left and one to the right. The outermost columns drop theirs over the edge, which {lost.address} counts. {falls.address}: columns that toppled in this pass.",
        f"left-to-right sandpile pass {sand.address}[{sand.length}]: >= {most} grains -> give 1 each side; falls {falls.address}, over the edge {lost.address}.",
    )


def follow_scent(draw: Drawer) -> Made:
    scent = draw.array(8, 64)
    cell, moved = draw.variable(8, below=64), draw.variable(8)
    own = Algorithms(draw).own
    best, strength, other = own("best"), own("strength"), own("other")

    def look(offset: int) -> tuple[Set, If]:
        return (
            put(other, masked(plus(cell, offset), 63)),
            when(check(at(scent, other), ">", strength), put(strength, at(scent, other)), put(best, other)),
        )

    program = (
        put(best, cell),
        put(strength, at(scent, cell)),
        *look(56),
        *look(1),
        *look(8),
        *look(63),
        put(moved, either(check(best, "==", cell), 0, 1)),
        put(cell, best),
    )
    return program, (
        f"A wolf in cell {cell.address} (0 to 63) of an 8 by 8 map goes where the scent is strongest: scent bytes from {scent.address}, candidates are its own cell and then up (-8), right (+1), down (+8), left (-1), indices modulo 64; a later one must be strictly stronger. {moved.address} = 1 if it left its cell, else 0.",
        f"b = c; for d in (-8, 1, 8, -1): j = (c + d) & 63; if s[j] > s[b]: b = j. byte[{moved.address}] = b != c; c = b. c {cell.address} < 64, s {scent.address} (64 bytes).",
        f"How do I let monsters follow the player's trail? Trail strengths: 64 bytes {scent.address}, rows of 8, wrapping as one long ring. Monster's cell {cell.address}, valid. Compare with north, east, south, west in this order, keeping the greatest so far (equal: keep the earlier, staying included). Move there; {moved.address} tells whether it moved (1/0).",
        f"move [{cell.address}] to the neighbour (N E S W, +-8/+-1 mod 64) with the highest byte in {scent.address} if higher than here; first wins ties; moved flag {moved.address}.",
    )


def distance_to_walls(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 10, 12, 16))
    far = draw.array(8, row.length)
    solid, most = draw.one(0x80, 0x40, 0x01), draw.one(99, 50, 0xF0)
    own = Algorithms(draw).own
    run, place = own("run"), own("place")
    program = (
        put(run, most),
        Each(
            (row, far),
            (
                If(Bits(Read(Here(row)), solid, "any"), (put(run, 0),), (when(check(run, "<", most), more(run)),)),
                put(Here(far), run),
            ),
        ),
        put(run, most),
        put(place, row.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(check(run, "<", most), more(run)),
                If(
                    check(at(far, place), "<", run),
                    (put(run, at(far, place)),),
                    (put(at(far, place), run),),
                ),
            ),
        ),
    )
    return program, (
        f"For each cell of the {where(row)} store its distance to the nearest wall cell (bit ${solid:02X}) on either side, 0 for a wall itself, at most {most} (also where there is no wall), in the bytes at {far.address}.",
        f"d[i] = min({most}, min over walls j of |i - j|); wall: r[j] & ${solid:02X}. r {where(row)}, d {far.address}.",
        f"How do I build a clearance map of a corridor? {row.length} attribute bytes at {row.address}, ${solid:02X} is solid. Output: {row.length} bytes at {far.address}: cells to the next solid one, left or right, whichever is nearer; solid itself 0; {most} means nothing near (the maximum).",
        f"1D distance transform {row.address} -> {far.address} ({row.length} bytes), obstacles & ${solid:02X}, cap {most}.",
    )


def dead_ends_found(draw: Drawer) -> Made:
    cells, count, first = draw.array(8, draw.one(9, 12, 16, 20)), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    exits = own("exits")
    program = (
        put(count, 0),
        put(first, 0xFF),
        Each(
            (cells,),
            (
                put(exits, masked(Here(cells), 15)),
                when(
                    Both(check(exits, "!=", 0), check(masked(exits, minus(exits, 1)), "==", 0)),
                    when(check(first, "==", 0xFF), put(first, Index())),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Find the dead ends of a maze: the low nibble of each of the {where(cells)} has a bit for every open side; exactly one open side makes a dead end. Their number to {count.address}, the first one's index to {first.address} ($FF if there are none).",
        f"D = [i: popcount(c[i] & 15) == 1]; byte[{count.address}] = len(D), byte[{first.address}] = D[0] or $FF. c {where(cells)}.",
        f"How do I place treasure in dead ends? {cells.length} maze cells at {cells.address}, N E S W exits in bits 0-3. I want how many cells have a single exit ({count.address}) and the lowest number among them ({first.address}, $FF for none). Cells without any exit don't count.",
        f"dead ends = exactly one of bits 0-3 set; {where(cells)}; how many {count.address}, first {first.address} / $FF.",
    )


def run_around_cell(draw: Drawer) -> Made:
    row = draw.array(8, 16)
    cell, length, start = draw.variable(8, below=16), draw.variable(8), draw.variable(8)
    kinds = draw.one(1, 3)
    own = Algorithms(draw).own
    kind, end = own("kind"), own("end")
    told = "bit 0" if kinds == 1 else "its low two bits"
    program = (
        put(kind, masked(at(row, cell), kinds)),
        put(start, cell),
        While(
            check(start, "!=", 0),
            (when(check(masked(at(row, masked(minus(start, 1), 15)), kinds), "!=", kind), Stop()), less(start)),
        ),
        put(end, cell),
        While(
            check(end, "!=", 15),
            (when(check(masked(at(row, plus(end, 1)), kinds), "!=", kind), Stop()), more(end)),
        ),
        put(length, plus(minus(end, start), 1)),
    )
    return program, (
        f"How long is the unbroken row of equal gems around cell {cell.address} (0 to 15) in the 16 bytes at {row.address}? A gem's color is {told}. First cell of the row to {start.address}, its length to {length.address}.",
        f"s = leftmost, e = rightmost index with colors s..e all equal to that of c; byte[{start.address}] = s, byte[{length.address}] = e - s + 1. c {cell.address} < 16, color = r[i] & {kinds}, r {row.address}.",
        f"How do I check a match after a swap in my jewel game? A row of 16 at {row.address}, color = {told}; the swapped gem is number {cell.address}, valid. Go left and right while the color stays the same, not around the ends. Results: first index {start.address}, number of gems {length.address} (at least 1).",
        f"extent of equal color (& {kinds}) around index [{cell.address}] in {row.address}[16]: start {start.address}, count {length.address}, no wrap.",
    )


def piece_sinks_or_lands(draw: Drawer) -> Made:
    field, piece = draw.array(8, 16), draw.array(8, 4)
    y, landed = draw.variable(8, below=12), draw.variable(8)
    own = Algorithms(draw).own
    hits, place, line = own("hits"), own("place"), own("line")
    program = (
        put(hits, 0),
        put(place, 0),
        While(
            check(place, "<", 4),
            (
                put(line, plus(plus(y, 1), place)),
                put(hits, joined(hits, masked(masked(at(piece, masked(place, 3)), at(field, masked(line, 15))), 0x3F))),
                more(place),
            ),
        ),
        put(landed, 0),
        when(check(hits, "==", 0), more(y), Stop()),
        put(landed, 1),
        put(place, 0),
        While(
            check(place, "<", 4),
            (
                put(line, plus(y, place)),
                put(at(field, masked(line, 15)), joined(at(field, masked(line, 15)), at(piece, masked(place, 3)))),
                more(place),
            ),
        ),
    )
    return program, (
        f"Falling block game: 16 field rows (bits of the bytes from {field.address}, top first), the piece's 4 rows (from {piece.address}) lie on rows y to y + 3, y = {y.address} (0 to 11). If none of its bits 0-5 meets a set bit one row further down, y goes up by one and {landed.address} = 0. Otherwise OR the piece into the field where it is and {landed.address} = 1.",
        f"if all((p[k] & f[y + 1 + k] & $3F) == 0 for k < 4): ++y, landed = 0; else f[y + k] |= p[k], landed = 1. f 16 bytes {field.address}, p 4 bytes {piece.address}, y {y.address} < 12, landed {landed.address}.",
        f"How do I let a Tetris piece fall? Well: rows {field.address} + 0..15, bit per column, only columns 0-5 collide. Piece bitmap {piece.address} + 0..3, top row on field row {y.address} (at most 11). Free one row below: move down. Blocked: freeze it (OR all its bits into the well). {landed.address}: 1 frozen, 0 not.",
        f"tetris gravity: piece rows {piece.address}[4] at y {y.address} (0-11) in well {field.address}[16]; hit on y+1 in bits 0-5 -> stamp & {landed.address}=1, else y+1 & 0.",
    )


def terrain_slides(draw: Drawer) -> Made:
    ground, slides = draw.array(8, draw.one(6, 8, 10, 12)), draw.variable(8)
    steep = draw.one(2, 4, 8, 16)
    own = Algorithms(draw).own
    place = own("place")
    low, high = at(ground, place), at(ground, plus(place, 1))
    program = (
        put(slides, 0),
        put(place, 0),
        While(
            check(place, "<", ground.length - 1),
            (
                when(
                    check(Binary("distance", Read(low), Read(high)), ">", steep),
                    If(check(low, ">", high), (less(low), more(high)), (more(low), less(high))),
                    more(slides),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Erosion: go over the {where(ground)} (heights) from left to right; where two neighbours differ by more than {steep} the higher gives one unit to the lower, at once. Number of slides to {slides.address}.",
        f"for i < {ground.length - 1}: if |h[i] - h[i + 1]| > {steep}: higher -= 1, lower += 1, ++n. h {ground.address}, n {slides.address} from 0, in order, in place.",
        f"How do I smooth a random terrain until slopes look natural? Heights: {ground.length} bytes {ground.address}. For each pair of neighbours from the left, with earlier changes visible: a step of more than {steep} moves one unit downhill. {slides.address} counts the moves of this pass; 0 means it has settled.",
        f"one erosion pass {ground.address}[{ground.length}]: neighbour step > {steep} -> move 1 from high to low, in place, left to right; moves -> {slides.address}.",
    )


def rooms_reachable(draw: Drawer) -> Made:
    doors = draw.array(8, 8)
    start, reached, count = draw.variable(8, below=8), draw.variable(8), draw.variable(8)
    bits = Table("RoomBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    before, place = own("before"), own("place")
    program = (
        put(reached, at(bits, start)),
        put(before, 0),
        While(
            check(before, "!=", reached),
            (
                put(before, reached),
                put(place, 0),
                While(
                    check(place, "<", 8),
                    (
                        when(
                            check(masked(reached, at(bits, masked(place, 7))), "!=", 0),
                            put(reached, joined(reached, at(doors, masked(place, 7)))),
                        ),
                        more(place),
                    ),
                ),
            ),
        ),
        put(before, reached),
        put(count, 0),
        While(check(before, "!=", 0), (put(before, masked(before, minus(before, 1))), more(count))),
    )
    return program, (
        f"Which of 8 rooms can be reached from room {start.address} (0 to 7)? Byte r from {doors.address} has a bit for every room that one can enter from room r. Set of rooms, the start included, to {reached.address} (bit = room), their number to {count.address}.",
        f"R = 1 << s; repeat R |= d[r] for all r in R until stable; byte[{reached.address}] = R, byte[{count.address}] = popcount(R). s {start.address} < 8, d 8 bytes {doors.address}.",
        f"How do I verify that a random dungeon is solvable? Eight rooms, doors as bit masks: {doors.address} + room, one-way allowed. Flood from room number {start.address} (valid). Reachable rooms as bits in {reached.address}, how many in {count.address}.",
        f"closure of start room [{start.address}] over exit masks {doors.address}[8] -> set {reached.address}, size {count.address}.",
    )


def steps_between_rooms(draw: Drawer) -> Made:
    doors = draw.array(8, 8)
    start, goal, steps = draw.variable(8, below=8), draw.variable(8, below=8), draw.variable(8)
    bits = Table("RoomBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    seen, fresh, place = own("seen"), own("fresh"), own("place")
    program = (
        put(steps, 0),
        put(seen, at(bits, start)),
        While(
            check(masked(seen, at(bits, goal)), "==", 0),
            (
                put(fresh, seen),
                put(place, 0),
                While(
                    check(place, "<", 8),
                    (
                        when(
                            check(masked(seen, at(bits, masked(place, 7))), "!=", 0),
                            put(fresh, joined(fresh, at(doors, masked(place, 7)))),
                        ),
                        more(place),
                    ),
                ),
                when(check(fresh, "==", seen), put(steps, 0xFF), Stop()),
                put(seen, fresh),
                more(steps),
            ),
        ),
    )
    return program, (
        f"Fewest doors between room {start.address} and room {goal.address} (both 0 to 7): byte r from {doors.address} tells by bits which rooms can be entered from room r. Number to {steps.address}: 0 for the same room, $FF if there is no way.",
        f"BFS over 8 nodes: S = 1 << a, n = 0; while !(S >> b & 1): T = S | all d[r], r in S; if T == S: n = $FF, stop; S = T, ++n. a {start.address}, b {goal.address} (< 8), d {doors.address}, n {steps.address}.",
        f"How do I count how far two places of my eight-node world map are apart? Links: bit masks {doors.address} + node. From {start.address} widen the set of known nodes by their links, once per step, until {goal.address} is in it. Steps go to {steps.address}; if a step brings nothing new, $FF.",
        f"hops from [{start.address}] to [{goal.address}] over exit masks {doors.address}[8] -> {steps.address}; unreachable $FF.",
    )


def length_of_loop(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    following = draw.array(8, length)
    start, loop = draw.variable(8, below=length), draw.variable(8)
    own = Algorithms(draw).own
    place, left, mark = own("place"), own("left"), own("mark")
    mask = length - 1
    program = (
        put(place, start),
        put(left, length),
        While(check(left, "!=", 0), (put(place, masked(at(following, place), mask)), less(left))),
        put(mark, place),
        put(loop, 1),
        put(place, masked(at(following, place), mask)),
        While(
            check(place, "!=", mark),
            (put(place, masked(at(following, place), mask)), more(loop)),
        ),
    )
    return program, (
        f"From state s the next one is the low {mask.bit_length()} bits of byte s of the {length} bytes at {following.address}. Starting at {start.address} (below {length}), one ends in a loop sooner or later: store the loop's length at {loop.address}.",
        f"f(s) = t[s] & {mask}; apply f {length} times to s = byte[{start.address}] (< {length}), then byte[{loop.address}] = least n > 0 with f^n(s) == s. t {following.address}.",
        f"How do I get the period of a patrol graph? Waypoint w leads to waypoint byte[{following.address} + w] mod {length}. After {length} moves from waypoint {start.address} (valid) a guard is surely in his cycle. How many waypoints has it? Answer in {loop.address}.",
        f"cycle length of s -> {following.address}[s] & {mask} entered from [{start.address}], -> {loop.address}.",
    )


def same_color_neighbours(draw: Drawer) -> Made:
    ones, others = draw.slots(8, 8)
    colors = draw.array(8, 8)
    count, first = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    a, b = own("one land"), own("other land")
    program = (
        put(count, 0),
        put(first, 0xFF),
        Each(
            (ones, others),
            (
                put(a, masked(Here(ones), 7)),
                put(b, masked(Here(others), 7)),
                when(
                    check(masked(at(colors, a), 3), "==", masked(at(colors, b), 3)),
                    when(check(first, "==", 0xFF), put(first, Index())),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Check a map coloring: {ones.length} borders join land (byte from {ones.address}) & 7 with land (byte from {others.address}) & 7; the color of land l is the low two bits of byte l from {colors.address}. Count the borders between lands of one color at {count.address}, the first such border's number to {first.address} ($FF if none).",
        f"bad(i) = (c[a[i] & 7] & 3) == (c[b[i] & 7] & 3); n = #bad, f = first bad or $FF. a {ones.address}, b {others.address} ({ones.length} bytes), c 8 bytes {colors.address}; n {count.address}, f {first.address}.",
        f"How do I judge my four-color puzzle? Eight regions, paint in bits 0-1 of {colors.address} + region. Neighbourhoods are pairs of region numbers (3 bits) in {ones.address} + i and {others.address} + i, i < {ones.length}. Wrong pairs (same paint; a region with itself counts too) to {count.address}; number of the first one to {first.address}, $FF when solved.",
        f"borders {ones.address}/{others.address} ({ones.length}, land = & 7) between equal paints {colors.address}[land] & 3: count {count.address}, first {first.address} or $FF.",
    )


def drawn_in_one_stroke(draw: Drawer) -> Made:
    ones, others = draw.slots(8, 8)
    odd, answer = draw.variable(8), draw.variable(8)
    bits = Table("PointBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    mask, a, b = own("mask"), own("one end"), own("other end")
    program = (
        put(mask, 0),
        Each(
            (ones, others),
            (
                put(a, masked(Here(ones), 7)),
                put(b, masked(Here(others), 7)),
                put(mask, toggled(toggled(mask, at(bits, a)), at(bits, b))),
            ),
        ),
        put(odd, 0),
        While(check(mask, "!=", 0), (put(mask, masked(mask, minus(mask, 1))), more(odd))),
        put(answer, either(check(odd, "<=", 2), 1, 0)),
    )
    return program, (
        f"Can a figure be drawn in one stroke (as far as the degrees tell)? {ones.length} lines join point (byte from {ones.address}) & 7 with point (byte from {others.address}) & 7. Count the points where an odd number of line ends meet at {odd.address}; {answer.address} = 1 if there are at most two, else 0.",
        f"m = xor over i of (1 << (a[i] & 7)) ^ (1 << (b[i] & 7)); byte[{odd.address}] = popcount(m); byte[{answer.address}] = popcount(m) <= 2. a {ones.address}, b {others.address}, {ones.length} bytes each.",
        f"How do I test a bridges-of-Koenigsberg puzzle? Bridges i = 0 to {ones.length - 1} lead from shore {ones.address} + i to shore {others.address} + i, low three bits each. Number of shores with an odd count of bridge ends (a bridge back to the same shore has two there) -> {odd.address}; two or fewer: {answer.address} = 1, otherwise 0.",
        f"odd-degree points of edges {ones.address}/{others.address} (x{ones.length}, & 7) -> {odd.address}; <= 2 -> {answer.address}=1 else 0.",
    )


def roads_relaxed(draw: Drawer) -> Made:
    sources, targets = draw.slots(8, 8)
    tolls = draw.array(8, sources.length)
    far, changed = draw.array(8, 8), draw.variable(8)
    own = Algorithms(draw).own
    way, a, b = own("way"), own("from"), own("to")
    program = (
        put(changed, 0),
        Each(
            (sources, targets, tolls),
            (
                put(a, masked(Here(sources), 7)),
                put(b, masked(Here(targets), 7)),
                put(way, Saturating("add", Read(at(far, a)), Read(Here(tolls)), 255)),
                when(check(way, "<", at(far, b)), put(at(far, b), way), more(changed)),
            ),
        ),
    )
    return program, (
        f"One round of shortest paths: {sources.length} roads from town (byte at {sources.address}) & 7 to town (byte at {targets.address}) & 7 of length (byte at {tolls.address}). In order: if the distance of the first town (8 bytes at {far.address}) plus the length, at most 255, is less than the second's distance, that becomes it. Number of improvements to {changed.address}.",
        f"for e < {sources.length}: w = min(d[u[e] & 7] + l[e], 255); if w < d[v[e] & 7]: d[v[e] & 7] = w, ++n. u {sources.address}, v {targets.address}, l {tolls.address}, d 8 bytes {far.address}, n {changed.address} from 0.",
        f"How do I do a Bellman-Ford pass? Edge lists of {sources.length} bytes: tail {sources.address}, head {targets.address} (node = low three bits), cost {tolls.address}. Tentative distances of the 8 nodes at {far.address}, 255 = unknown. Relax each edge once, sums stop at 255. {changed.address} counts the relaxed ones.",
        f"relax {sources.length} edges once: {sources.address} -> {targets.address} (& 7), weight {tolls.address}, dist {far.address}[8], sums cap 255; improved -> {changed.address}.",
    )


RECIPES = (
    life_cell_next,
    ant_turns_and_steps,
    reachable_bits_in_row,
    flood_sweep_downwards,
    wire_row_step,
    sandpile_topples,
    follow_scent,
    distance_to_walls,
    dead_ends_found,
    run_around_cell,
    piece_sinks_or_lands,
    terrain_slides,
    rooms_reachable,
    steps_between_rooms,
    length_of_loop,
    same_color_neighbours,
    drawn_in_one_stroke,
    roads_relaxed,
)
