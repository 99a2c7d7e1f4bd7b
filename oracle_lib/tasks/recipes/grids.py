"""Grids: sums of rows and columns, diagonals, neighbours, borders, turning, falling, boards."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Both,
    Condition,
    Each,
    Either,
    Here,
    If,
    Read,
    Scaled,
    Statement,
    Switch,
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
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _grid(draw: Drawer) -> tuple[Array, int, int]:
    """A grid of bytes, row by row, with its columns and rows."""
    columns, rows = draw.one((4, 4), (8, 4), (4, 6), (8, 8), (5, 5), (3, 3), (6, 4), (16, 4))
    return draw.array(8, columns * rows), columns, rows


def _told(grid: Array, columns: int, rows: int) -> str:
    return f"the {columns} by {rows} grid at {grid.address} (bytes, row by row, {columns} a row)"


def row_total(draw: Drawer) -> Made:
    grid, columns, rows = _grid(draw)
    row, total = draw.variable(8, below=rows), draw.variable(8)
    own = Algorithms(draw).own
    spot, left = own("spot"), own("left")
    program = (
        put(total, 0),
        put(spot, Scaled(Read(row), columns)),
        put(left, columns),
        While(check(left, "!=", 0), (more(total, at(grid, spot)), more(spot), less(left))),
    )
    return program, (
        f"Write a routine that adds up one row of {_told(grid, columns, rows)}: row byte[{row.address}], 0 to {rows - 1}. The sum modulo 256 goes to {total.address}.",
        f"How do I sum row r of a matrix? Matrix: {rows} rows of {columns} bytes from {grid.address}; r: byte {row.address} (< {rows}); 8-bit sum to {total.address}.",
        f"byte[{total.address}] = sum(m[{columns} * r + c] for c < {columns}) & $FF; r = byte[{row.address}] < {rows}; m = bytes at {grid.address}.",
        f"The field has {rows} rows of {columns} plants; each plant's fruits are a byte, from {grid.address}, left to right and top to bottom. How many fruits are in row {row.address} (always less than {rows})? One byte, it may wrap: {total.address}.",
    )


def column_total(draw: Drawer) -> Made:
    grid, columns, rows = _grid(draw)
    column, total = draw.variable(8, below=columns), draw.variable(16)
    spot = Algorithms(draw).own("spot")
    greatest = draw.maybe(0.3)
    cell = at(grid, spot)
    change: Statement = more(total, Widened(Read(cell)))
    if greatest:
        change = when(check(Widened(Read(cell)), ">", total), put(total, Widened(Read(cell))))
    program = (
        put(total, 0),
        put(spot, column),
        While(check(spot, "<", columns * rows), (change, more(spot, columns))),
    )
    word, short = ("finds the largest byte in", "max") if greatest else ("adds up", "sum")
    return program, (
        f"Write a routine that {word} one column of {_told(grid, columns, rows)}: column byte[{column.address}], 0 to {columns - 1}. The result is a word at {total.address}.",
        f"How do I get the {short} of column c? {rows} rows of {columns} bytes from {grid.address}, c in {column.address} (below {columns}); unsigned; result word {total.address}.",
        f"word[{total.address}] = {short} of m[{columns} * r + c] for r < {rows}; c = byte[{column.address}] < {columns}; m = bytes at {grid.address}.",
        f"A table of results, {rows} lines of {columns} numbers (bytes at {grid.address}). {'What is the best number' if greatest else 'What do the numbers come to'} in column {column.address}, which is less than {columns}? To {total.address}, 16 bits.",
    )


def main_diagonal(draw: Drawer) -> Made:
    size_ = draw.one(3, 4, 5, 6, 8)
    board, line = draw.array(8, size_ * size_), draw.array(8, size_)
    anti = draw.maybe(0.4)
    start, step = (size_ - 1, size_ - 1) if anti else (0, size_ + 1)
    own = Algorithms(draw).own
    spot = own("spot")
    program = (put(spot, start), Each((line,), (put(Here(line), at(board, spot)), more(spot, step))))
    which = "from the top right to the bottom left corner" if anti else "from the top left to the bottom right corner"
    return program, (
        f"Write a routine that copies a diagonal of the {size_} by {size_} board at {board.address} (bytes, row by row) to the {size_} bytes at {line.address}: {which}.",
        f"How do I read the {'anti-' if anti else 'main '}diagonal of a square matrix? {size_} x {size_} bytes at {board.address}, rows one after another; element k (row k) -> byte {line.address} + k.",
        f"for k < {size_}: byte[{line.address} + k] = byte[{board.address} + {start} + {step} * k].",
        f"A bishop looks along his diagonal, {which}, on a board of {size_} by {size_} bytes at {board.address}. List what he sees, in that order, at {line.address}.",
    )


def neighbour_fields(draw: Drawer) -> Made:
    columns, rows = draw.one((4, 4), (8, 4), (5, 5), (8, 8), (16, 4))
    grid = draw.array(8, columns * rows)
    field, total = draw.variable(8, below=columns * rows), draw.variable(8)
    wall = draw.one(1, 0xFF, 2, 0x80)
    above, below = at(grid, minus(field, columns)), at(grid, plus(field, columns))
    program = (
        put(total, 0),
        when(check(field, ">=", columns), when(check(above, "==", wall), more(total))),
        when(check(field, "<", columns * (rows - 1)), when(check(below, "==", wall), more(total))),
    )
    return program, (
        f"Write a routine that counts how many of the fields directly above and below field byte[{field.address}] hold ${wall:02X}, in {_told(grid, columns, rows)}. Fields are numbered from 0 like the bytes and the number is below {columns * rows}; beyond the top or bottom edge there is nothing. Count (0 to 2) to {total.address}.",
        f"How do I look at the vertical neighbours of a cell? Map: {columns} bytes a row, {rows} rows, {grid.address}; cell index {field.address} (< {columns * rows}); number of ${wall:02X} among index - {columns} and index + {columns}, as far as they exist, to {total.address}.",
        f"n = 0; i = byte[{field.address}] < {columns * rows}; if i >= {columns} and m[i - {columns}] == ${wall:02X}: ++n; if i < {columns * (rows - 1)} and m[i + {columns}] == ${wall:02X}: ++n; byte[{total.address}] = n; m = bytes at {grid.address}.",
        f"Walls are ${wall:02X} on my map of {rows} rows with {columns} bytes each ({grid.address}). For the field with number {field.address} (row * {columns} + column, always on the map) I need the number of walls touching it from the north and the south, in {total.address}. The map's rim is no wall.",
    )


def side_neighbours(draw: Drawer) -> Made:
    bits = draw.one(2, 3, 4)
    columns = 1 << bits
    rows = draw.one(3, 4, 6)
    grid = draw.array(8, columns * rows)
    field, total = draw.variable(8, below=columns * rows), draw.variable(8)
    column = masked(field, columns - 1)
    program = (
        put(total, 0),
        when(check(column, "!=", 0), more(total, at(grid, minus(field, 1)))),
        when(check(column, "!=", columns - 1), more(total, at(grid, plus(field, 1)))),
    )
    return program, (
        f"Write a routine that adds the left and the right neighbour of field byte[{field.address}] (below {columns * rows}) of {_told(grid, columns, rows)}, modulo 256, into {total.address}; a neighbour beyond the row's end counts 0.",
        f"How do I sum the horizontal neighbours without wrapping into the next row? Grid {grid.address}, {columns} bytes a row, {rows} rows; index {field.address} (< {columns * rows}), column = index & {columns - 1}. 8-bit sum to {total.address}; missing neighbours are 0.",
        f"i = byte[{field.address}] < {columns * rows}; byte[{total.address}] = (i % {columns} > 0 ? m[i - 1] : 0) + (i % {columns} < {columns - 1} ? m[i + 1] : 0); m = bytes at {grid.address}.",
        f"Heat flows in from the side. Fields lie in rows of {columns} bytes ({rows} rows, {grid.address}). Add the heat of the fields left and right of field {field.address} (numbers below {columns * rows}); at the edge of a row nothing comes in. One byte, wrapping, {total.address}.",
    )


def draw_border(draw: Drawer) -> Made:
    columns, rows = draw.one((4, 4), (8, 4), (5, 5), (8, 8), (6, 4), (16, 4))
    grid = draw.array(8, columns * rows)
    wall = draw.variable(8)
    spot = Algorithms(draw).own("spot")
    sides = draw.maybe(0.5)
    if sides:
        program = (
            put(spot, 0),
            While(
                check(spot, "<", columns * rows),
                (put(at(grid, spot), wall), put(at(grid, plus(spot, columns - 1)), wall), more(spot, columns)),
            ),
        )
    else:
        program = (
            put(spot, 0),
            While(
                check(spot, "<", columns),
                (put(at(grid, spot), wall), put(at(grid, plus(spot, columns * (rows - 1))), wall), more(spot)),
            ),
        )
    which = "leftmost and the rightmost column" if sides else "top and the bottom row"
    formula = (
        f"m[{columns} * r] = m[{columns} * r + {columns - 1}] = w for r < {rows}"
        if sides
        else f"m[c] = m[{columns * (rows - 1)} + c] = w for c < {columns}"
    )
    return program, (
        f"Write a routine that fills the {which} of {_told(grid, columns, rows)} with the byte {wall.address}; the inside stays.",
        f"How do I draw {'side walls' if sides else 'floor and ceiling'} into a tile buffer? {columns} x {rows} bytes at {grid.address}, {columns} bytes a row; the tile is in {wall.address}; only the {which}.",
        f"{formula}; w = byte[{wall.address}]; m = bytes at {grid.address}.",
        f"My room of {columns} by {rows} tiles (one byte each, rows first, from {grid.address}) needs {'walls left and right' if sides else 'a wall above and one below'}: tile {wall.address} all along the {which}.",
    )


def transpose(draw: Drawer) -> Made:
    columns, rows = draw.one((3, 3), (4, 4), (2, 4), (4, 3), (3, 5), (4, 8), (8, 8))
    source, target = draw.array(8, columns * rows), draw.array(8, columns * rows)
    own = Algorithms(draw).own
    spot = own("spot")
    last = columns * rows - 1
    program = (
        put(spot, 0),
        Each(
            (source,),
            (
                put(at(target, spot), Here(source)),
                more(spot, rows),
                when(check(spot, ">", last), less(spot, last)),
            ),
        ),
    )
    return program, (
        f"Write a routine that transposes the matrix of {rows} rows with {columns} bytes at {source.address} into {target.address}: its rows become columns, so the target has {columns} rows of {rows} bytes.",
        f"How do I swap rows and columns? Source: {source.address}, {columns} wide, {rows} high; target: {target.address}, {rows} wide, {columns} high; bytes, row by row.",
        f"t[{rows} * c + r] = s[{columns} * r + c] for all r < {rows}, c < {columns}; s = bytes at {source.address}, t = bytes at {target.address}.",
        f"A text of {rows} lines with {columns} letters ({source.address}) should be read downwards: write it column after column, from the left, to {target.address}.",
    )


def turn_quarter(draw: Drawer) -> Made:
    side = draw.one(2, 3, 4, 4, 5)
    source, target = draw.array(8, side * side), draw.array(8, side * side)
    left = draw.maybe(0.5)
    spot = Algorithms(draw).own("spot")
    # Clockwise: (r, c) -> row c, column side-1-r. Anticlockwise: (r, c) -> row side-1-c, column r.
    if left:
        start = side * (side - 1)
        step: tuple[Statement, ...] = (
            put(at(target, spot), Here(source)),
            If(check(spot, ">=", side), (less(spot, side),), (more(spot, side * (side - 1) + 1),)),
        )
    else:
        start = side - 1
        step = (
            put(at(target, spot), Here(source)),
            more(spot, side),
            when(check(spot, ">=", side * side), less(spot, side * side + 1)),
        )
    program = (put(spot, start), Each((source,), step))
    way, formula = (
        ("counterclockwise", f"t[{side} * ({side - 1} - c) + r]")
        if left
        else ("clockwise", f"t[{side} * c + {side - 1} - r]")
    )
    return program, (
        f"Write a routine that rotates the {side} by {side} block of bytes at {source.address} (row by row) by 90 degrees {way} into {target.address}.",
        f"How do I turn a square piece {'left' if left else 'right'}? {side} x {side} bytes, {source.address} -> {target.address}, quarter turn {way}.",
        f"{formula} = s[{side} * r + c] for r, c < {side}; s = bytes at {source.address}, t = bytes at {target.address}.",
        f"In my falling-block game a piece is {side} rows of {side} bytes at {source.address}. Its next position, a quarter turn {way}, should be built at {target.address}.",
    )


def three_in_line(draw: Drawer) -> Made:
    board, winner = draw.array(8, 9), draw.variable(8)
    lines = {
        "row": ((0, 1, 2), (3, 4, 5), (6, 7, 8)),
        "column": ((0, 3, 6), (1, 4, 7), (2, 5, 8)),
        "diagonal": ((0, 4, 8), (2, 4, 6)),
    }
    kind = draw.one("row", "column", "diagonal")
    index = draw.rng.randrange(len(lines[kind]))
    a, b, c = lines[kind][index]
    same = Both(check(at(board, a), "==", at(board, b)), check(at(board, b), "==", at(board, c)))
    program = (put(winner, 0), when(same, put(winner, at(board, a))))
    name = {
        "row": ("top row", "middle row", "bottom row"),
        "column": ("left column", "middle column", "right column"),
        "diagonal": ("falling diagonal", "rising diagonal"),
    }[kind][index]
    return program, (
        f"Write a routine that checks the {name} of a 3 by 3 board (9 bytes at {board.address}, row by row; its fields are {a}, {b} and {c}): if the three bytes are equal, their value goes to {winner.address}, else 0.",
        f"How do I test one line of tic-tac-toe? Board: 9 bytes from {board.address}; line: indices {a}, {b}, {c} ({name}). All the same: copy that byte to {winner.address}; otherwise write 0.",
        f"byte[{winner.address}] = m[{a}] == m[{b}] == m[{c}] ? m[{a}] : 0; m = bytes at {board.address}.",
        f"Noughts and crosses in the tavern: {board.address} has the nine fields, a byte each, line after line. Who owns the {name}? His mark to {winner.address}, or 0 if the three marks differ.",
    )


def full_rows(draw: Drawer) -> Made:
    columns = draw.one(2, 3, 4)
    rows = draw.one(2, 3, 4)
    pit, full = draw.array(8, columns * rows), draw.variable(8)
    own = Algorithms(draw).own
    column, gap = own("column"), own("gap")
    program = (
        put(full, 0),
        put(column, 0),
        put(gap, 0),
        Each(
            (pit,),
            (
                when(check(Here(pit), "==", 0), put(gap, 1)),
                more(column),
                when(
                    check(column, "==", columns),
                    when(check(gap, "==", 0), more(full)),
                    put(column, 0),
                    put(gap, 0),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts the complete rows of {_told(pit, columns, rows)}: rows in which no byte is 0. Count to {full.address}.",
        f"How do I find out how many lines are full? Playfield: {rows} rows of {columns} bytes, {pit.address}, 0 = empty cell. Rows without an empty cell -> byte {full.address}.",
        f"byte[{full.address}] = #{{r < {rows}: all(m[{columns} * r + c] != 0 for c < {columns})}}; m = bytes at {pit.address}.",
        f"Falling blocks: the pit is {columns} wide and {rows} high, one byte per cell from {pit.address}, anything but 0 is filled. How many rows would vanish now? Write that to {full.address}.",
    )


def let_it_fall(draw: Drawer) -> Made:
    columns, rows = draw.one((4, 4), (5, 4), (8, 4), (8, 8), (6, 5))
    pit = draw.array(8, columns * rows)
    column = draw.variable(8, below=columns)
    own = Algorithms(draw).own
    spot = own("spot")
    below = plus(spot, columns)
    program = (
        put(spot, plus(column, columns * (rows - 2))),
        While(
            check(spot, "<", columns * (rows - 1)),
            (
                when(
                    check(at(pit, below), "==", 0),
                    put(at(pit, below), at(pit, spot)),
                    put(at(pit, spot), 0),
                ),
                less(spot, columns),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets one column fall by one step in {_told(pit, columns, rows)}: in column byte[{column.address}] (0 to {columns - 1}), going from the second lowest row up to the top one, a byte moves one row down, leaving 0, whenever the field below it is 0.",
        f"How do I apply gravity to column c of a grid once? {rows} rows of {columns} bytes from {pit.address}, c in {column.address} (< {columns}), 0 = empty. From row {rows - 2} up to row 0: if the cell beneath is 0, move the cell there and put 0.",
        f"for r = {rows - 2} down to 0: i = {columns} * r + c; if m[i + {columns}] == 0: m[i + {columns}] = m[i], m[i] = 0; c = byte[{column.address}] < {columns}; m = bytes at {pit.address}.",
        f"Stones drop into holes. The cave is {columns} wide, {rows} high ({pit.address}, bytes, top row first), 0 is air. For column {column.address} only (below {columns}): look at the rows from the last but one upwards; whatever has air under it sinks one row, air takes its old place.",
    )


def step_on_torus(draw: Drawer) -> Made:
    bits, rows_bits = draw.one((2, 2), (3, 3), (4, 4), (3, 2), (4, 3))
    columns, rows = 1 << bits, 1 << rows_bits
    cell, direction = draw.variable(8, below=columns * rows), draw.variable(8, below=4)
    row = masked(cell, columns * (rows - 1))
    program = (
        Switch(
            Read(direction),
            (
                (0, (put(cell, masked(minus(cell, columns), columns * rows - 1)),)),
                (1, (put(cell, joined(row, masked(plus(cell, 1), columns - 1))),)),
                (2, (put(cell, masked(plus(cell, columns), columns * rows - 1)),)),
                (3, (put(cell, joined(row, masked(minus(cell, 1), columns - 1))),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that moves a piece on a board of {columns} columns and {rows} rows whose edges are joined: the cell number {cell.address} (row * {columns} + column) goes up, right, down or left for the directions 0, 1, 2, 3 in {direction.address}, and leaving at one edge it comes in at the opposite one in the same row or column. Cell below {columns * rows}, direction below 4.",
        f"How do I step on a torus? Position {cell.address} = {columns} * y + x, x < {columns}, y < {rows}. Direction byte {direction.address}: 0 y - 1, 1 x + 1, 2 y + 1, 3 x - 1, each with wrap-around; only 0-3 occur.",
        f"x = p % {columns}, y = p / {columns}; d = byte[{direction.address}] < 4: 0: y = (y - 1) % {rows}; 1: x = (x + 1) % {columns}; 2: y = (y + 1) % {rows}; 3: x = (x - 1) % {columns}; p = {columns} * y + x; p = byte[{cell.address}] < {columns * rows}.",
        f"The world is round: {columns} screens from west to east, {rows} from north to south, numbered row by row in {cell.address} (always a valid one). The hero walks off north (0), east (1), south (2) or west (3), as told by {direction.address}; put in the screen he comes to.",
    )


def on_one_line(draw: Drawer) -> Made:
    one_x, one_y, other_x, other_y = (draw.variable(8) for _ in range(4))
    answer = draw.variable(8)
    own = Algorithms(draw).own
    across, down = own("across"), own("down")
    rook = draw.maybe(0.5)
    if rook:
        test: Condition = Either(check(across, "==", 0), check(down, "==", 0))
    else:
        test = check(across, "==", down)
    program = (
        put(across, Binary("distance", Read(one_x), Read(other_x))),
        put(down, Binary("distance", Read(one_y), Read(other_y))),
        put(answer, either(test, 1, 0)),
    )
    piece, rule = (
        ("rook", "share a row or a column")
        if rook
        else ("bishop", "lie on one diagonal, that is, are as far apart in x as in y")
    )
    return program, (
        f"Write a routine that tells whether two fields {rule}: x and y of the one are the bytes {one_x.address} and {one_y.address}, of the other {other_x.address} and {other_y.address}. 1 to {answer.address} if so, else 0; one and the same field counts too.",
        f"How do I check a {piece}'s line between (byte {one_x.address}, byte {one_y.address}) and (byte {other_x.address}, byte {other_y.address})? The fields must {rule.replace('are as', 'be as')}; nothing stands in the way; same field = yes. 1/0 to {answer.address}.",
        f"byte[{answer.address}] = {'x1 == x2 or y1 == y2' if rook else '|x1 - x2| == |y1 - y2|'} ? 1 : 0; x1 = byte[{one_x.address}], y1 = byte[{one_y.address}], x2 = byte[{other_x.address}], y2 = byte[{other_y.address}], unsigned.",
        f"A stone {piece} guards the hall from column {one_x.address}, row {one_y.address}. The hero is at column {other_x.address}, row {other_y.address}. Does it see him, i.e. do the two {rule}? {answer.address} = 1 for yes, 0 for no (standing on it is yes).",
    )


def snake_order(draw: Drawer) -> Made:
    bits = draw.one(2, 3, 4)
    columns = 1 << bits
    step, cell = draw.variable(8), draw.variable(8)
    program = (
        put(cell, step),
        when(Bits(Read(step), columns, "any"), put(cell, toggled(cell, columns - 1))),
    )
    return program, (
        f"Write a routine that numbers a board of {columns} columns like a snake: step byte[{step.address}] goes through even rows from left to right and through odd rows from right to left. Its cell, row * {columns} + column, goes to {cell.address}.",
        f"How do I get a serpentine (boustrophedon) index? Step {step.address}, {columns} cells a row: the row is step / {columns}, the column step % {columns}, mirrored in odd rows. Cell number to byte {cell.address}.",
        f"s = byte[{step.address}]; byte[{cell.address}] = s & {columns} ? s ^ {columns - 1} : s.",
        f"The board game's path winds: first row to the right, second row to the left, and so on, {columns} fields each. The token is on the path's field {step.address} (from 0). Which byte of my map, stored row by row from the left, is that? Offset to {cell.address}.",
    )


RECIPES = (
    row_total,
    column_total,
    main_diagonal,
    neighbour_fields,
    side_neighbours,
    draw_border,
    transpose,
    turn_quarter,
    three_in_line,
    full_rows,
    let_it_fall,
    step_on_torus,
    on_one_line,
    snake_order,
)
