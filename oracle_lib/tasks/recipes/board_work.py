"""Boards and grids: rows merged, moved and rated, rectangles cut, beams, paths, pipes, shots, distance maps."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Both,
    Each,
    Either,
    Here,
    If,
    Number,
    Position,
    Read,
    Repeat,
    Report,
    Saturating,
    Scaled,
    Shifted,
    Stop,
    Swap,
    Table,
    Unary,
    Variable,
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


def _board(draw: Drawer, *sizes: tuple[int, int]) -> tuple[Array, int, int]:
    """A board of bytes, row by row, with its columns and rows."""
    columns, rows = draw.one(*(sizes or ((4, 4), (8, 4), (5, 4), (6, 6), (4, 6), (8, 3))))
    return draw.array(8, columns * rows), columns, rows


def _told(board: Array, columns: int, rows: int) -> str:
    return f"{rows} rows of {columns} bytes at {board.address}"


def slide_and_merge(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(3, 4, 5, 6))
    own = Algorithms(draw).own
    read, write, last, held = own("read place"), own("write place"), own("last"), own("held")
    program = (
        put(read, 0),
        put(write, 0),
        put(last, 0),
        While(
            check(read, "<", row.length),
            (
                put(held, at(row, read)),
                when(
                    check(held, "!=", 0),
                    If(
                        check(held, "==", last),
                        (put(at(row, minus(write, 1)), plus(held, 1)), put(last, 0)),
                        (put(at(row, write), held), more(write), put(last, held)),
                    ),
                ),
                more(read),
            ),
        ),
        While(check(write, "<", row.length), (put(at(row, write), 0), more(write))),
    )
    return program, (
        f"2048: slide the {where(row)} to the left. Empty places (0) vanish; two equal neighbours, after sliding, become one tile with a value 1 higher (in a byte; a merged tile does not merge again in the same move; go from left to right). Fill up with 0.",
        f"Row {row.address}[{row.length}]: drop zeros, merge equal adjacent tiles once each from the left (x, x -> x + 1), pad with 0. In place.",
        f"How do I do a move of 2048 on one row? Tiles are exponents, bytes from {row.address}, {row.length} of them, 0 = empty, moving towards index 0; merging raises the exponent by one; each tile takes part in one merge at most.",
        f"Slimes ({row.length} places, sizes from {row.address}, 0 for nobody) all run to the left wall. Where two of one size bump into each other they become one that is a size larger; that one is too dizzy to join again. Start from the wall side and leave 0 behind them.",
    )


def take_out_row(draw: Drawer) -> Made:
    board, columns, rows = _board(draw)
    gone = draw.variable(8, below=rows)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(place, plus(Scaled(Read(gone), columns), columns - 1)),
        While(
            check(place, ">=", columns),
            (put(at(board, place), at(board, minus(place, columns))), less(place)),
        ),
        put(place, 0),
        Repeat(Number(columns), (put(at(board, place), 0), more(place))),
    )
    return program, (
        f"Remove row byte[{gone.address}] (0 is the top one, below {rows}) from the board, {_told(board, columns, rows)}: the rows above it move down by one, and the top row becomes 0.",
        f"for r = n..1: row[r] = row[r - 1]; row[0] = 0. n = byte {gone.address} < {rows}; {_told(board, columns, rows)}.",
        f"How do I delete a completed line in a falling-blocks game? Board {board.address}, {columns} wide, {rows} high, top row first; line number {gone.address}, valid. Everything over it falls one row, an empty (0) row comes in at the top.",
        f"The shelf has {rows} boards with {columns} jars each ({board.address}, upper board first, a byte a jar). Board number {gone.address} (counted from 0 at the top, one that exists) breaks; all jars of the boards above come down one board, and the uppermost is empty (zeros).",
    )


def trade_rows(draw: Drawer) -> Made:
    board, columns, rows = _board(draw)
    one, two = draw.variable(8, below=rows), draw.variable(8, below=rows)
    vertical = draw.maybe(0.4)
    count, step = (rows, columns) if vertical else (columns, 1)
    if vertical:
        one, two = (Variable(v.name, v.meaning, v.address, 8, below=columns) for v in (one, two))
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    factor = 1 if vertical else columns
    program = (
        put(first, Scaled(Read(one), factor) if factor > 1 else one),
        put(second, Scaled(Read(two), factor) if factor > 1 else two),
        Repeat(
            Number(count),
            (Swap(at(board, first), at(board, second)), more(first, step), more(second, step)),
        ),
    )
    line, most = ("column", columns) if vertical else ("row", rows)
    return program, (
        f"Exchange {line}s byte[{one.address}] and byte[{two.address}] (both below {most}) of a grid: {_told(board, columns, rows)}.",
        f"swap({line} a, {line} b); a = [{one.address}], b = [{two.address}], < {most}; grid {board.address}, {columns} x {rows} (bytes, row by row).",
        f"How do I swap two {line}s of a {columns}-column, {rows}-row byte table at {board.address}? {line.capitalize()} numbers in {one.address} and {two.address}, 0 to {most - 1}, may be equal.",
        f"A sliding-wall puzzle: {_told(board, columns, rows)}. The player picks two {line}s, {one.address} and {two.address} (numbers under {most}), and they trade places, cell for cell.",
    )


def roll_one_row(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (8, 4), (5, 4), (4, 6))
    row = draw.variable(8, below=rows)
    left = draw.maybe(0.5)
    own = Algorithms(draw).own
    place, held = own("place"), own("held")
    step = more(place) if left else less(place)
    source = plus(place, 1) if left else minus(place, 1)
    program = (
        put(place, Scaled(Read(row), columns) if left else plus(Scaled(Read(row), columns), columns - 1)),
        put(held, at(board, place)),
        Repeat(Number(columns - 1), (put(at(board, place), at(board, source)), step)),
        put(at(board, place), held),
    )
    way, out = ("left", "leftmost") if left else ("right", "rightmost")
    return program, (
        f"Rotate row byte[{row.address}] (below {rows}) of the grid, {_told(board, columns, rows)}, by one cell to the {way}: its {out} cell comes back in on the other side. Other rows stay.",
        f"row[n] rolls {way} by 1 (cyclic); n = byte {row.address} < {rows}; {columns} columns; grid {board.address}.",
        f"How do I turn a single row of the {columns} x {rows} board {way} with wrap-around? Board {board.address}, bytes row by row; row number {row.address}, in range.",
        f"Log rafts: river lane {row.address} (0 to {rows - 1}) drifts one place to the {way}, and what leaves the screen there re-enters at the opposite edge. Lanes lie one after the other at {board.address}, {columns} bytes each.",
    )


def row_with_most(draw: Drawer) -> Made:
    board, columns, rows = _board(draw)
    fullest, most = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    row, place, count = own("row"), own("place"), own("count")
    program = (
        put(most, 0),
        put(fullest, 0),
        put(row, 0),
        put(place, 0),
        While(
            check(row, "<", rows),
            (
                put(count, 0),
                Repeat(
                    Number(columns),
                    (when(check(at(board, place), "!=", 0), more(count)), more(place)),
                ),
                when(check(count, ">", most), put(most, count), put(fullest, row)),
                more(row),
            ),
        ),
    )
    return program, (
        f"Which row of {_told(board, columns, rows)} has most cells that are not 0? Its number goes to {fullest.address} (the upper one of equals, 0 if all is empty) and how many such cells it has to {most.address}.",
        f"c[r] = count of nonzero in row r; byte[{fullest.address}] = first argmax c, byte[{most.address}] = max c. {_told(board, columns, rows)}.",
        f"How do I find the fullest line of the {columns} x {rows} board at {board.address} (bytes, row by row, 0 = free)? Row number -> {fullest.address}, number of taken cells -> {most.address}; ties: smallest row number.",
        f"In the theatre ({rows} rows, {columns} seats, a byte a seat from {board.address} on, 0: nobody) I look for the row where most people sit: row to {fullest.address}, people in it to {most.address}. The front one (lower number) if some are equally full.",
    )


def column_heights(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (5, 4), (4, 6), (6, 4), (3, 5))
    heights = draw.array(8, columns)
    own = Algorithms(draw).own
    column, place, height = own("column"), own("place"), own("height")
    program = (
        put(column, 0),
        While(
            check(column, "<", columns),
            (
                put(height, rows),
                put(place, column),
                While(
                    check(height, "!=", 0),
                    (
                        when(check(at(board, place), "!=", 0), Stop()),
                        less(height),
                        more(place, columns),
                    ),
                ),
                put(at(heights, column), height),
                more(column),
            ),
        ),
    )
    return program, (
        f"For each column of {_told(board, columns, rows)} (top row first) store its height at {heights.address}, a byte a column: the distance from the bottom up to and with the highest cell that isn't 0; 0 for an empty column.",
        f"h[x] = {rows} - (first y with g[y][x] != 0), 0 if none; g: {_told(board, columns, rows)}; h: {columns} bytes {heights.address}.",
        f"How do I get the skyline of a block stack? Grid {board.address}, {columns} wide, {rows} high, row 0 on top, 0 = air. Heights counted from the floor, holes below the top block included, to {heights.address}.",
        f"For the computer player of my puzzle: {columns} pit columns, {rows} cells high (bytes row by row from the top, {board.address}). How high is each one piled? {rows} if even its top cell is filled (not 0), 0 if nothing lies in it. {columns} bytes at {heights.address}, left column first.",
    )


def find_on_board(draw: Drawer) -> Made:
    board, columns, rows = _board(draw)
    wanted, x, y = draw.variable(8), draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, Position(board, check(Here(board), "==", wanted), 0xFF)),
        put(y, 0xFF),
        put(x, place),
        when(
            check(place, "!=", 0xFF),
            put(y, 0),
            While(check(x, ">=", columns), (less(x, columns), more(y))),
        ),
    )
    return program, (
        f"Find the first cell (row by row) of {_told(board, columns, rows)} that holds byte[{wanted.address}] and store its column at {x.address} and its row at {y.address}; $FF in both if there is none.",
        f"(x, y) of the first g[y][x] == [{wanted.address}]; g: {_told(board, columns, rows)}; x -> {x.address}, y -> {y.address}; not found: $FF, $FF.",
        f"How do I locate a piece on a board? Board {board.address}, {columns} columns, {rows} rows; piece code {wanted.address}; topmost, then leftmost one. Column {x.address}, row {y.address}, else $FF each.",
        f"Where on my {columns}-by-{rows} map ({board.address}, a byte a room, row after row) is room kind {wanted.address}? I need map column and row ({x.address}, {y.address}) of the first one, for the blinking mark; write $FF twice if the map has none.",
    )


def knight_can_move(draw: Drawer) -> Made:
    start, goal = draw.variable(8, below=16), draw.variable(8, below=16)
    own = Algorithms(draw).own
    across, along = own("across"), own("along")
    program = (
        put(across, Binary("distance", masked(start, 3), masked(goal, 3))),
        put(along, Binary("distance", Shifted(Read(start), "right", 2), Shifted(Read(goal), "right", 2))),
        Report(
            Either(
                Both(check(across, "==", 1), check(along, "==", 2)),
                Both(check(across, "==", 2), check(along, "==", 1)),
            )
        ),
    )
    return program, (
        f"Squares of a 4 by 4 board are numbered 4 * row + column. Return with carry set if a chess knight can go from square byte[{start.address}] to square byte[{goal.address}] (both below 16) in one move, else clear.",
        f"Carry = {{|dx|, |dy|}} == {{1, 2}}; dx, dy between squares [{start.address}] and [{goal.address}], 0-15, column in bits 0-1, row in bits 2-3.",
        f"How do I check a knight's move? From {start.address} to {goal.address}, squares y << 2 | x below 16. Legal shape (two one way, one the other): SEC. Otherwise CLC.",
        f"My horse-shaped boss jumps like a chess knight on a 4 x 4 floor. Tile numbers (row times 4 plus column, 0 to 15): he is on {start.address}, the hero on {goal.address}. Carry set: he can hit the hero with a jump.",
    )


def cut_rectangle(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (6, 6), (8, 4), (5, 5), (6, 4))
    width, height = draw.one(2, 3), draw.one(2, 3)
    piece = draw.array(8, width * height)
    x, y = draw.variable(8, below=columns - width + 1), draw.variable(8, below=rows - height + 1)
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        put(read, plus(Scaled(Read(y), columns), x)),
        put(write, 0),
        Repeat(
            Number(height),
            (
                *(
                    step
                    for _ in range(width)
                    for step in (put(at(piece, write), at(board, read)), more(write), more(read))
                ),
                more(read, columns - width),
            ),
        ),
    )
    return program, (
        f"Copy a rectangle of {width} by {height} cells (columns by rows) out of {_told(board, columns, rows)} to {piece.address}, without gaps, row by row. Its upper left cell is in column byte[{x.address}] (at most {columns - width}) and row byte[{y.address}] (at most {rows - height}).",
        f"out[j][i] = g[y + j][x + i], i < {width}, j < {height}. g: {columns} bytes a row, {board.address}; x [{x.address}] <= {columns - width}, y [{y.address}] <= {rows - height}; out {piece.address}.",
        f"How do I cut a {width} x {height} piece from the {columns}-wide tile map at {board.address}? Corner column {x.address}, corner row {y.address}, so that it fits ({columns - width} and {rows - height} at most). Piece: {width * height} bytes at {piece.address}.",
        f"The magnifying glass shows {width} columns and {height} rows of the treasure map ({_told(board, columns, rows)}). Fill its buffer {piece.address} row by row; its top left is map column {x.address}, row {y.address}, and it never leaves the map (up to {columns - width} and {rows - height}).",
    )


def flip_board_sideways(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (5, 4), (4, 6), (6, 4), (8, 3))
    own = Algorithms(draw).own
    start, left, right = own("start"), own("left"), own("right")
    program = (
        put(start, 0),
        While(
            check(start, "<", columns * rows),
            (
                put(left, start),
                put(right, plus(start, columns - 1)),
                While(
                    check(left, "<", right),
                    (Swap(at(board, left), at(board, right)), more(left), less(right)),
                ),
                more(start, columns),
            ),
        ),
    )
    return program, (
        f"Mirror a board left to right: in each of the {_told(board, columns, rows)} the order of the cells is reversed.",
        f"g[y] = g[y][::-1] for all {rows} rows of {columns} bytes, {board.address}, in place.",
        f"How do I flip the {columns} x {rows} byte map horizontally in place? Map {board.address}, row by row.",
        f"Mirror mode for my puzzle rooms: the room has {rows} lines of {columns} tiles ({board.address}, a byte a tile). Left becomes right in every line; tile codes themselves do not change.",
    )


def quarter_scale_map(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (6, 4), (8, 4), (4, 6))
    small = draw.array(8, columns * rows // 4)
    own = Algorithms(draw).own
    read, write, column = own("read place"), own("write place"), own("column")
    count = own("count")
    offsets = (0, 1, columns, columns + 1)
    counting = tuple(
        when(check(at(board, plus(read, offset) if offset else Read(read)), "!=", 0), more(count)) for offset in offsets
    )
    program = (
        put(read, 0),
        put(write, 0),
        put(column, 0),
        While(
            check(write, "<", small.length),
            (
                put(count, 0),
                *counting,
                put(at(small, write), count),
                more(write),
                more(read, 2),
                more(column, 2),
                when(check(column, "==", columns), put(column, 0), more(read, columns)),
            ),
        ),
    )
    return program, (
        f"Shrink a map, {_told(board, columns, rows)}, to half its width and height at {small.address}: each cell there tells how many of the four cells it stands for are not 0 (0 to 4).",
        f"s[y][x] = number of nonzero among g[2y..2y+1][2x..2x+1]; g {board.address}, {columns} x {rows}; s {small.address}, {columns // 2} x {rows // 2}, bytes row by row.",
        f"How do I make a mini map with 2 x 2 cells per dot? From {columns} x {rows} bytes at {board.address} to {columns // 2} x {rows // 2} bytes at {small.address}; a dot's value = count of cells other than 0.",
        f"The ant farm has {rows} rows of {columns} chambers (bytes from {board.address}, 0 = empty). An overview joins blocks of two by two chambers: write how many chambers of each block are in use, block rows from the top, each from the left, to {small.address}.",
    )


def distances_forward(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (5, 4), (6, 4), (8, 4))
    own = Algorithms(draw).own
    place, column, best = own("place"), own("column"), own("best")
    program = (
        put(place, 0),
        put(column, 0),
        While(
            check(place, "<", columns * rows),
            (
                put(best, at(board, place)),
                when(
                    check(column, "!=", 0),
                    put(
                        best,
                        Binary("min", Read(best), Saturating("add", Read(at(board, minus(place, 1))), Number(1), 255)),
                    ),
                ),
                when(
                    check(place, ">=", columns),
                    put(
                        best,
                        Binary(
                            "min", Read(best), Saturating("add", Read(at(board, minus(place, columns))), Number(1), 255)
                        ),
                    ),
                ),
                put(at(board, place), best),
                more(place),
                more(column),
                when(check(column, "==", columns), put(column, 0)),
            ),
        ),
    )
    return program, (
        f"Do the forward pass of a distance map in place: go through {_told(board, columns, rows)} row by row; a cell becomes the minimum of itself, its left neighbour plus 1 and its upper neighbour plus 1 (as far as they exist, with the values they have by then; sums stop at 255).",
        f"for y, x ascending: d[y][x] = min(d[y][x], d[y][x-1] + 1, d[y-1][x] + 1), neighbours inside the {columns} x {rows} grid only, + saturates at 255. d: {board.address}, bytes.",
        f"How do I spread distances to the right and down in one sweep? Grid {board.address}, {columns} columns, {rows} rows, unsigned bytes; left and upper neighbours already updated; 255 + 1 = 255; nothing wraps around the edges.",
        f"Smell: every field of {_told(board, columns, rows)} holds how far the cheese is (255: unknown). Improve the numbers once from the upper left to the lower right: one more than the field at the left or the one above, if that is less than what stands there. 255 is the greatest number there is.",
    )


def walk_and_collect(draw: Drawer) -> Made:
    columns, rows = draw.one((4, 4), (4, 2), (8, 4), (4, 8))
    board = draw.array(8, columns * rows)
    moves = draw.array(8, draw.one(4, 5, 6, 8))
    position, coins = draw.variable(8, below=columns * rows), draw.variable(16)
    length = columns * rows
    steps = Table("StepTable", "step", (1, columns, 0xFF, (256 - columns) & 0xFF))
    program = (
        Each(
            (moves,),
            (
                put(
                    position,
                    masked(plus(position, at(steps, masked(Here(moves), 3))), length - 1),
                ),
                more(coins, Widened(Read(at(board, position)))),
                put(at(board, position), 0),
            ),
        ),
    )
    return program, (
        f"Walk over {_told(board, columns, rows)}: the {where(moves)} are steps, of which the low two bits count (0 = +1, 1 = +{columns}, 2 = -1, 3 = -{columns}). Each changes the cell number byte[{position.address}] (below {length}) modulo {length}; then what the cell holds is added to the word {coins.address}, and the cell becomes 0.",
        f"for m in {moves.length} bytes {moves.address}: p = (p + [1, {columns}, -1, -{columns}][m & 3]) & {length - 1}; coins += g[p]; g[p] = 0. p {position.address} < {length}, coins word {coins.address}, g {board.address}.",
        f"How do I replay recorded moves on a board and collect what lies there? Moves {where(moves)} (& 3: right, down, left, up); board {columns} x {rows} at {board.address}; cell index {position.address}, in range, simply modulo {length} at the edges; sum into word {coins.address}, collected cells = 0. The start cell is not collected.",
        f"A robot stands on cell {position.address} (0 to {length - 1}) of a field with {columns} cells a row ({board.address}; gold on each, a byte). It carries out {moves.length} orders from {moves.address}: bits 0-1 mean cell number plus 1, plus {columns}, minus 1, minus {columns}, always modulo {length}. After each order it takes the gold of the cell it is on, to the word {coins.address}, leaving 0.",
    )


def free_cells_ahead(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 10, 12, 16))
    start, count = draw.variable(8, below=row.length), draw.variable(8)
    forward = draw.maybe(0.5)
    place = Algorithms(draw).own("place")
    program = (
        put(count, 0),
        put(place, start),
        While(
            check(place, "!=", row.length - 1 if forward else 0),
            (
                more(place) if forward else less(place),
                when(check(at(row, place), "!=", 0), Stop()),
                more(count),
            ),
        ),
    )
    way, end = ("right", f"index {row.length - 1}") if forward else ("left", "index 0")
    return program, (
        f"How many free cells (0) lie directly to the {way} of cell byte[{start.address}] (below {row.length}) among the {where(row)}? Count up to the first cell that isn't free or the end of the row ({end}), without the cell itself; to {count.address}.",
        f"byte[{count.address}] = number of consecutive zeros {'after' if forward else 'before'} index s in the {row.length}-byte row {row.address}; s = byte {start.address} < {row.length}.",
        f"How far can a beam go? Row {where(row)}, 0 is air; source at index {start.address}, in range, shining {way}; cells passed -> {count.address}; walls and the row's end stop it.",
        f"The hookshot flies to the {way} from tile {start.address} (0 to {row.length - 1}) of the corridor at {row.address}, {row.length} tiles of a byte. Tiles that are not 0 stop it. Over how many tiles does it fly before that or before the corridor ends? Not counting the first; result {count.address}.",
    )


def paint_checkers(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (5, 5), (6, 4), (8, 4), (5, 4))
    dark, light = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, column, color = own("place"), own("column"), own("odd")
    program = (
        put(place, 0),
        put(column, 0),
        put(color, 0),
        While(
            check(place, "<", columns * rows),
            (
                put(at(board, place), either(check(color, "==", 0), dark, light)),
                put(color, toggled(color, 1)),
                more(place),
                more(column),
                when(
                    check(column, "==", columns),
                    put(column, 0),
                    *((put(color, toggled(color, 1)),) if columns % 2 == 0 else ()),
                ),
            ),
        ),
    )
    return program, (
        f"Fill {_told(board, columns, rows)} like a chessboard: byte[{dark.address}] in the cells where row plus column is even, byte[{light.address}] in the others.",
        f"g[y][x] = (x + y) & 1 ? [{light.address}] : [{dark.address}]; {_told(board, columns, rows)}.",
        f"How do I draw a checkered floor of {columns} x {rows} tiles at {board.address} (bytes, row by row)? Top left tile {dark.address}, its neighbours {light.address}, and so on alternately in both directions.",
        f"A dance floor with {rows} rows of {columns} lamps (bytes from {board.address}) alternates two colors, so that no two lamps side by side or above each other are equal: the corner lamp, first of all, has color {dark.address}, the next to it color {light.address}.",
    )


def numbers_row_lacks(draw: Drawer) -> Made:
    row, missing = draw.array(8, draw.one(4, 6, 8)), draw.variable(8)
    bits = Table("BitTable", "bit", tuple(1 << place for place in range(8)))
    count = draw.variable(8)
    own = Algorithms(draw).own
    held, rest = own("held"), own("rest")
    n = row.length
    full = (1 << n) - 1
    program = (
        put(missing, full),
        Each(
            (row,),
            (
                put(held, minus(Here(row), 1)),
                when(
                    check(held, "<", n),
                    put(missing, masked(missing, Unary("not", Read(at(bits, masked(held, 7)))))),
                ),
            ),
        ),
        put(rest, missing),
        put(count, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count))),
    )
    return program, (
        f"A number puzzle has the numbers 1 to {n} in a row, {where(row)}; anything else means empty. Which numbers are still missing? Bit n - 1 of {missing.address} is set for a missing n (other bits 0), and {count.address} tells how many they are.",
        f"m = ${full:02X}; for v in {where(row)}: if 1 <= v <= {n}: clear bit v - 1 of m. byte[{missing.address}] = m, byte[{count.address}] = popcount(m).",
        f"How do I get the candidates of a sudoku row? Cells {where(row)}, digits 1-{n}, every other value is blank. Mask of unused digits (digit 1 in bit 0) -> {missing.address}, their count -> {count.address}.",
        f"{n} badges with the numbers 1 to {n} hang in {n} places (bytes from {row.address}); a place with any other value is empty, and forged doubles occur. Tell which badges nobody hung up: {missing.address}, badge k as bit k - 1, and how many in {count.address}.",
    )


def bucket_in_row(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 10, 12, 16))
    start, color = draw.variable(8, below=row.length), draw.variable(8)
    own = Algorithms(draw).own
    old, left, right = own("old"), own("left"), own("right")
    last = row.length - 1
    program = (
        put(old, at(row, start)),
        put(left, start),
        While(check(left, "!=", 0), (when(check(at(row, minus(left, 1)), "!=", old), Stop()), less(left))),
        put(right, start),
        While(check(right, "!=", last), (when(check(at(row, plus(right, 1)), "!=", old), Stop()), more(right))),
        While(check(left, "<=", right), (put(at(row, left), color), more(left))),
    )
    return program, (
        f"Paint bucket for one line: the cell byte[{start.address}] (below {row.length}) of the {where(row)} and all cells that are connected with it to the left and to the right by the same value get the value byte[{color.address}].",
        f"Flood fill in 1D: a = {where(row)}; from index [{start.address}] < {row.length} extend both ways while a[i] equals a[start]; fill the stretch with [{color.address}].",
        f"How do I recolor the run a cell belongs to? Row {row.address}, {row.length} bytes; cell index {start.address}, valid; new value {color.address}. Only the unbroken stretch of equal bytes around it changes.",
        f"Dominoes of one color fall together: {row.length} stand in a row (colors from {row.address}). I push number {start.address}, which exists. It and every neighbour of its color, on both sides up to the first of another color, turn to color {color.address}.",
    )


def fire_at_sea(draw: Drawer) -> Made:
    sea = draw.array(8, draw.one(16, 20, 25, 36))
    target, ships = draw.variable(8, below=sea.length), draw.variable(8)
    water, ship, hit, miss = 0, 1, 2, 3
    program = (
        If(
            check(at(sea, target), "==", ship),
            (put(at(sea, target), hit), less(ships)),
            (when(check(at(sea, target), "==", water), put(at(sea, target), miss)),),
        ),
        Report(check(at(sea, target), "==", hit)),
    )
    return program, (
        f"Fire at cell byte[{target.address}] (below {sea.length}) of the {where(sea)}: a ship (1) becomes a hit (2) and the byte {ships.address} goes down by 1 (it may wrap); water (0) becomes a miss (3); other values stay. Return with carry set if the cell is then a hit, be it a new or an old one.",
        f"c = g[t]; c == 1: g[t] = 2, --n; c == 0: g[t] = 3. Carry = g[t] == 2. g {where(sea)}, t {target.address} < {sea.length}, n byte {ships.address}.",
        f"How do I do a shot in battleships? Grid {where(sea)}: 0 water, 1 ship, 2 hit, 3 miss. Cell {target.address} (in range), ship parts left {ships.address}. 1 -> 2 with one part less, 0 -> 3, everything else unchanged. SEC if a 2 is there now, else CLC.",
        f"Treasure digging with {sea.length} spots ({sea.address}): 1 hides a coin, 0 nothing; 2 is a found coin, 3 an empty hole. The dog digs at spot {target.address} (a valid one). A coin is uncovered and one fewer remains in {ships.address} (from 0 it goes to 255); bare ground becomes a hole; a spot with any other value stays. The carry says whether an uncovered coin is there afterwards.",
    )


def pipes_connect(draw: Drawer) -> Made:
    board, columns, rows = _board(draw, (4, 4), (8, 4), (5, 4))
    place = draw.variable(8, below=columns * rows - columns)
    down, up = draw.one((4, 1), (2, 8), (0x40, 0x10), (2, 1))
    program = (
        Report(
            Both(
                Bits(Read(at(board, place)), down, "any"),
                Bits(Read(at(board, plus(place, columns))), up, "any"),
            )
        ),
    )
    limit = columns * rows - columns
    return program, (
        f"Pipe pieces lie in {_told(board, columns, rows)}; bit ${down:02X} of a piece is its opening downwards, bit ${up:02X} its opening upwards. Is the piece in cell byte[{place.address}] (below {limit}, so not in the last row) connected with the one below it? Carry set if both have the opening.",
        f"Carry = g[n] & ${down:02X} and g[n + {columns}] & ${up:02X}; g {board.address}, n = byte {place.address} < {limit}.",
        f"How do I check that two pipes join vertically? Grid {board.address}, {columns} a row; upper cell {place.address} (never in the bottom row: under {limit}); it must open down (${down:02X}), the cell under it up (${up:02X}). SEC = joined.",
        f"May the water run from cell {place.address} into the cell underneath, one row of {columns} further in the field at {board.address}? Only if the upper one has flag ${down:02X} and the lower one flag ${up:02X}. The cell number is less than {limit}. Answer by the carry.",
    )


RECIPES = (
    slide_and_merge,
    take_out_row,
    trade_rows,
    roll_one_row,
    row_with_most,
    column_heights,
    find_on_board,
    knight_can_move,
    cut_rectangle,
    flip_board_sideways,
    quarter_scale_map,
    distances_forward,
    walk_and_collect,
    free_cells_ahead,
    paint_checkers,
    numbers_row_lacks,
    bucket_in_row,
    fire_at_sea,
    pipes_connect,
)
