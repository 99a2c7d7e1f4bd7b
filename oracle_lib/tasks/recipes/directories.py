"""Tables of words and of pointers, rows and columns, what pointers point to: looked up, filled, searched, followed."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Count,
    Each,
    Here,
    Number,
    Pointed,
    Position,
    Read,
    Repeat,
    Scaled,
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
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def cell_of_matrix(draw: Drawer) -> Made:
    high, wide = draw.one((3, 4), (4, 5), (4, 8), (5, 6), (6, 7), (3, 10))
    width = draw.one(8, 8, 16)
    cells = draw.array(width, high * wide)
    row, column, result = draw.variable(8, below=high), draw.variable(8, below=wide), draw.variable(width)
    unit = size(cells)
    program = (put(result, at(cells, plus(Scaled(Read(row), wide), column))),)
    return program, (
        f"Write a routine that reads cell (row byte[{row.address}], column byte[{column.address}]) of a matrix of {high} rows and {wide} columns of {unit}s at {cells.address}, stored row by row, into the {unit} {result.address}. Row and column are always valid (below {high} and {wide}).",
        f"How do I index a two-dimensional table? {high} x {wide} {unit}s, {cells.address}, row-major. Row {row.address} < {high}, column {column.address} < {wide} (bytes). To {unit} {result.address}.",
        f"{unit}[{result.address}] = m[{wide} * byte[{row.address}] + byte[{column.address}]], m = {unit}s at {cells.address}; row < {high}, column < {wide}.",
        f"Who beats whom is written in a grid at {cells.address}: {high} attackers, for each of them {wide} defenders in a row, a {unit} each. Attacker {row.address} (less than {high}) meets defender {column.address} (less than {wide}). What the grid says belongs at {result.address}.",
    )


def raise_cell(draw: Drawer) -> Made:
    high, wide = draw.one((3, 4), (4, 5), (4, 8), (5, 6), (6, 7))
    cells, top = draw.array(8, high * wide), draw.one(255, 99, 9)
    row, column = draw.variable(8, below=high), draw.variable(8, below=wide)
    place = Algorithms(draw).own("place")
    program = (
        put(place, plus(Scaled(Read(row), wide), column)),
        when(check(at(cells, place), "<", top), more(at(cells, place))),
    )
    return program, (
        f"Write a routine that counts in a matrix: {high} rows of {wide} bytes at {cells.address}; the byte in row byte[{row.address}] (below {high}), column byte[{column.address}] (below {wide}) rises by 1 unless it is {top} or more.",
        f"How do I tally pairs? Table {cells.address}, {wide} bytes a row, {high} rows; row {row.address} < {high}, column {column.address} < {wide}. If cell < {top}: ++cell.",
        f"c = {cells.address} + {wide} * byte[{row.address}] + byte[{column.address}]; if byte[c] < {top}: byte[c] += 1; row < {high}, column < {wide}.",
        f"For statistics I note which weapon (row, {row.address}, {high} of them) killed which monster (column, {column.address}, {wide} of them) in {high * wide} bytes at {cells.address}, weapon by weapon. One more such kill; a count stops at {top}. Both numbers start at 0 and are in range.",
    )


def sum_of_row(draw: Drawer) -> Made:
    high, wide = draw.one((4, 4), (4, 8), (6, 5), (8, 6), (8, 8))
    cells, row, total = draw.array(8, high * wide), draw.variable(8, below=high), draw.variable(16)
    working = Algorithms(draw)
    place, sum_ = working.own("place"), working.own("sum", 16)
    program = (
        put(place, Scaled(Read(row), wide)),
        put(sum_, 0),
        Repeat(
            Number(wide),
            (more(sum_, Widened(Read(at(cells, place)))), more(place)),
        ),
        put(total, sum_),
    )
    return program, (
        f"Write a routine that adds up row byte[{row.address}] (0 to {high - 1}) of a table of {high} rows with {wide} bytes each at {cells.address}; the sum goes to the word {total.address}.",
        f"How do I total one row? {high} x {wide} bytes from {cells.address}, row-major, row number {row.address} < {high}. 16-bit sum to {total.address}.",
        f"word[{total.address}] = sum of byte[{cells.address} + {wide} * r + k], k < {wide}; r = byte[{row.address}] < {high}.",
        f"{high} archers shot {wide} arrows each; the points stand in rows at {cells.address}, a byte an arrow. How many did archer {row.address} (counted from 0, below {high}) get together? Two bytes, {total.address}.",
    )


def sum_of_column(draw: Drawer) -> Made:
    high, wide = draw.one((4, 4), (4, 8), (6, 5), (8, 6), (8, 8))
    cells, column, total = draw.array(8, high * wide), draw.variable(8, below=wide), draw.variable(16)
    working = Algorithms(draw)
    place, sum_ = working.own("place"), working.own("sum", 16)
    program = (
        put(place, column),
        put(sum_, 0),
        Repeat(
            Number(high),
            (more(sum_, Widened(Read(at(cells, place)))), more(place, wide)),
        ),
        put(total, sum_),
    )
    return program, (
        f"Write a routine that adds up column byte[{column.address}] (0 to {wide - 1}) of {high} rows with {wide} bytes each at {cells.address} and stores the sum at the word {total.address}.",
        f"How do I total one column of a byte matrix? {high} rows x {wide} columns, row by row from {cells.address}; column number {column.address} < {wide}. Word {total.address}.",
        f"word[{total.address}] = sum of byte[{cells.address} + {wide} * k + c], k < {high}; c = byte[{column.address}] < {wide}.",
        f"The harvest of {wide} fields was noted on {high} days: a day after another, {wide} bytes a day, at {cells.address}. What did field {column.address} (below {wide}) bring in all? A word, {total.address}.",
    )


def offset_from_directory(draw: Drawer) -> Made:
    offsets = draw.array(16, draw.one(4, 8, 16))
    number = draw.variable(8, below=offsets.length - 1)
    start, length = draw.variable(16), draw.variable(16)
    base = draw.rng.randrange(0x1000, 0xC000, 0x10)
    program = (
        put(start, plus(at(offsets, number), base)),
        put(length, minus(at(offsets, plus(number, 1)), at(offsets, number))),
    )
    count = offsets.length - 1
    return program, (
        f"Write a routine that looks up a block in a directory of {count + 1} offsets (words at {offsets.address}): for number byte[{number.address}] (0 to {count - 1}) the word {start.address} becomes its offset plus ${base:04X}, and the word {length.address} the next offset minus its own (both modulo 65536).",
        f"How do I find where entry n starts and how long it is? Offsets: {count + 1} words at {offsets.address}, n = byte[{number.address}] < {count}. Word {start.address} = ${base:04X} + off[n]; word {length.address} = off[n + 1] - off[n].",
        f"n = byte[{number.address}] < {count}; word[{start.address}] = ${base:04X} + o[n]; word[{length.address}] = o[n + 1] - o[n]; o = words at {offsets.address}; mod 65536.",
        f"The {count} messages of my game lie one behind the other from ${base:04X}. Where each begins, counted from there, is in a list of words ({offsets.address}) that has one more at the end. For message {number.address} (under {count}) I want its address ({start.address}) and its size ({length.address}), 16 bits each.",
    )


def section_of_position(draw: Drawer) -> Made:
    bounds, value, result = draw.array(16, draw.one(4, 6, 8)), draw.variable(16), draw.variable(8)
    found = Position(bounds, check(Here(bounds), ">", value), bounds.length)
    return (put(result, found),), (
        f"Write a routine that finds a section: the index of the first of the {where(bounds)} that is greater than the word {value.address} (unsigned) goes to {result.address}; {bounds.length} if none is.",
        f"How do I search a table of upper bounds? Bounds: {where(bounds)}; value: word {value.address}. Byte {result.address} = first i with bound[i] > value, or {bounds.length}.",
        f"byte[{result.address}] = min i < {bounds.length} with word[{bounds.address} + 2i] > word[{value.address}], else {bounds.length}.",
        f"A stage is divided at {bounds.length} x positions (words from {bounds.address}). In which part is the hero at {value.address}? Part 0 ends before the first position, and so on; beyond all of them it is part {bounds.length}. Take the first that lies to the right of him; {result.address}.",
    )


def checked_jump_number(draw: Drawer) -> Made:
    state, limit, handler = draw.variable(8), draw.one(4, 6, 8, 10), draw.variable(16)
    handlers = Table("HandlerTable", "handler", tuple(draw.rng.randrange(0x8000, 0xFFF0) for _ in range(limit)), 16)
    safe = Algorithms(draw).own("state")
    program = (
        put(safe, state),
        when(check(safe, ">=", limit), put(safe, 0)),
        put(handler, at(handlers, safe)),
    )
    return program, (
        f"Write a routine that picks a handler's address: entry byte[{state.address}] of {listed(handlers)}, entry 0 if the byte is {limit} or more. The word goes to {handler.address}.",
        f"How do I select a pointer by state without running off the table? Pointers: {listed(handlers)}; state byte {state.address}; states >= {limit} count as 0. Word {handler.address}.",
        f"s = byte[{state.address}]; if s >= {limit}: s = 0; word[{handler.address}] = ({listed(handlers)})[s]; byte[{state.address}] stays.",
        f"My enemies have {limit} states with code at {listed(handlers)}. A damaged save may hold any state in {state.address}; what isn't a state is treated like the first. Put the address to jump to in {handler.address}; don't touch the state.",
    )


def copy_pointed_field(draw: Drawer) -> Made:
    source, target = draw.pointer(), draw.pointer()
    offset = draw.rng.randrange(source.length - 2)
    to = draw.rng.randrange(target.length - 2)
    width = draw.one(8, 16)
    unit = "byte" if width == 8 else "word"
    program = (
        put(
            Pointed(target, Number(to), width),
            Read(Pointed(source, Number(offset), width)),
        ),
    )
    wide = {16: "16-bit pointer", 24: "24-bit pointer"}
    return program, (
        f"Write a routine that copies the {unit} at offset {offset} of what the {wide[source.width]} at {source.address} points to, to offset {to} of what the {wide[target.width]} at {target.address} points to.",
        f"How do I move a field between two structures? From ({wide[source.width]} {source.address}) + {offset} to ({wide[target.width]} {target.address}) + {to}, one {unit}.",
        f"{unit}[ptr[{target.address}] + {to}] = {unit}[ptr[{source.address}] + {offset}]; {source.address}: {source.width} bits, {target.address}: {target.width} bits.",
        f"Two sprite records are reached by pointers in the direct page: the parent's at {source.address} ({source.width} bits), the child's at {target.address} ({target.width} bits). The child inherits the {unit} {offset} bytes into the parent's record; in its own it lies {to} bytes in.",
    )


def sum_behind_pointer(draw: Drawer) -> Made:
    pointer, total = draw.pointer(), draw.variable(8)
    count = draw.one(4, 6, 8)
    working = Algorithms(draw)
    place, sum_ = working.own("place"), working.own("sum")
    program = (
        put(place, 0),
        put(sum_, 0),
        While(
            check(place, "<", count),
            (more(sum_, Read(Pointed(pointer, Read(place)))), more(place)),
        ),
        put(total, sum_),
    )
    return program, (
        f"Write a routine that adds up the first {count} bytes of what the {pointer.width}-bit pointer at {pointer.address} points to, modulo 256, into {total.address}. The pointer must not change.",
        f"How do I checksum {count} bytes behind a pointer? Pointer: {pointer.width // 8} bytes at {pointer.address} (kept as it is). 8-bit sum -> {total.address}.",
        f"byte[{total.address}] = sum of byte[ptr + k], k < {count}, mod 256; ptr = {pointer.width} bits at {pointer.address}.",
        f"The header of the selected file ({count} bytes) is wherever {pointer.address} points, {pointer.width} bits long. Its control byte is the wrapped sum of all its bytes. Compute that to {total.address}; others need the pointer afterwards.",
    )


def set_flag_behind_pointer(draw: Drawer) -> Made:
    pointer, old = draw.pointer(), draw.variable(8)
    offset, mask = draw.rng.randrange(pointer.length - 1), 1 << draw.rng.randrange(8)
    spot = Pointed(pointer, Number(offset))
    program = (put(old, masked(spot, mask)), put(spot, joined(spot, mask)))
    return program, (
        f"Write a routine that sets mask ${mask:02X} in the byte {offset} bytes behind where the {pointer.width}-bit pointer {pointer.address} points, and stores what that bit was (${mask:02X} or 0) at {old.address}.",
        f"How do I test and set a flag in a record? Record pointer {pointer.address} ({pointer.width} bits), flag byte at offset {offset}, bit ${mask:02X}. Old state of the bit, as a mask, in byte {old.address}; then the bit is set.",
        f"p = ptr[{pointer.address}] ({pointer.width} bits) + {offset}; byte[{old.address}] = byte[p] & ${mask:02X}; byte[p] |= ${mask:02X}.",
        f"'Seen' is bit ${mask:02X} in byte {offset} of a bestiary entry. The entry's address is in the {pointer.width // 8} bytes at {pointer.address}. Mark it as seen and tell by {old.address} whether it was already (${mask:02X}) or not (0).",
    )


def rank_in_table(draw: Drawer) -> Made:
    values, mine, result = draw.array(16, draw.one(4, 6, 8, 10)), draw.variable(16), draw.variable(8)
    ties = draw.maybe(0.5)
    better = check(Here(values), ">=" if ties else ">", mine)
    program = (put(result, Count(values, better)), more(result))
    word = "at least as great as" if ties else "greater than"
    return program, (
        f"Write a routine that computes a rank: 1 plus the number of the {where(values)} that are {word} the word {mine.address} (unsigned), to {result.address}.",
        f"How do I find my place among {values.length} scores at {values.address} (words)? Mine: word {mine.address}. Byte {result.address} = 1 + how many are {word} mine.",
        f"byte[{result.address}] = 1 + #{{i < {values.length} : word[{values.address} + 2i] {'>=' if ties else '>'} word[{mine.address}]}}.",
        f"Medal ceremony: {values.length} rivals threw {values.address} ff. (16 bits each), the hero {mine.address}. His place is one behind all who threw {'as far or farther' if ties else 'farther'}. Write the place, 1 to {values.length + 1}, to {result.address}.",
    )


def fill_pointer_table(draw: Drawer) -> Made:
    slots = draw.array(16, draw.one(4, 6, 8, 10, 16))
    start, size_ = draw.variable(16), draw.variable(8)
    current = Algorithms(draw).own("current", 16)
    program = (
        put(current, start),
        Each((slots,), (put(Here(slots), current), more(current, Widened(Read(size_))))),
    )
    return program, (
        f"Write a routine that fills {slots.length} pointers (words at {slots.address}): the first is the word {start.address}, each next one is the byte {size_.address} higher (modulo 65536).",
        f"How do I set up a table of record addresses? {slots.length} words at {slots.address}; base word {start.address}; record size byte {size_.address}.",
        f"word[{slots.address} + 2i] = word[{start.address}] + i * byte[{size_.address}] mod 65536, i < {slots.length}.",
        f"Each of {slots.length} actors gets a piece of a heap that begins at {start.address} (word); a piece has {size_.address} bytes (byte). Write where the pieces begin to the list at {slots.address}, two bytes apiece.",
    )


def neighbour_rows_differ(draw: Drawer) -> Made:
    high, wide = draw.one((4, 4), (4, 8), (3, 6), (8, 4))
    cells, row, result = draw.array(8, high * wide), draw.variable(8, below=high - 1), draw.variable(8)
    working = Algorithms(draw)
    place, count = working.own("place"), working.own("count")
    program = (
        put(place, Scaled(Read(row), wide)),
        put(count, 0),
        Repeat(
            Number(wide),
            (
                when(check(at(cells, place), "!=", at(cells, plus(place, wide))), more(count)),
                more(place),
            ),
        ),
        put(result, count),
    )
    return program, (
        f"Write a routine that compares row byte[{row.address}] (0 to {high - 2}) with the row below it, in a table of {high} rows with {wide} bytes each at {cells.address}; the number of columns in which they differ goes to {result.address}.",
        f"How do I count the differences between two neighbouring rows? Table {cells.address}, {high} x {wide} bytes; upper row {row.address} < {high - 1}. Byte {result.address}.",
        f"r = byte[{row.address}] < {high - 1}; byte[{result.address}] = #{{k < {wide} : t[{wide} * r + k] != t[{wide} * (r + 1) + k]}}; t = bytes at {cells.address}.",
        f"In my knitting game a pattern has {high} lines of {wide} stitches ({cells.address}, a byte a stitch). How many stitches change colour from line {row.address} (at most {high - 2}) to the next? Put it in {result.address}.",
    )


RECIPES = (
    cell_of_matrix,
    raise_cell,
    sum_of_row,
    sum_of_column,
    offset_from_directory,
    section_of_position,
    checked_jump_number,
    copy_pointed_field,
    sum_behind_pointer,
    set_flag_behind_pointer,
    rank_in_table,
    fill_pointer_table,
    neighbour_rows_differ,
)
