"""Edits of a map in memory: changed rectangles, rolling lines, blocks drawn and broken, cells, columns."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Copy,
    Each,
    Fill,
    Here,
    If,
    Number,
    Read,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def take_dirty_rectangle(draw: Drawer) -> Made:
    left, top, right, bottom = (draw.variable(8) for _ in range(4))
    wide, high = draw.variable(8), draw.variable(8)
    program = (
        If(
            check(right, "<", left),
            (put(wide, 0), put(high, 0)),
            (
                put(wide, plus(minus(right, left), 1)),
                put(high, plus(minus(bottom, top), 1)),
                put(left, 0xFF), put(top, 0xFF), put(right, 0), put(bottom, 0),
            ),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that takes over the rectangle of changed tiles, left {left.address}, top {top.address}, right {right.address}, bottom {bottom.address} (bytes, all included): if right is less than left it is empty, and {wide.address} and {high.address} become 0. Otherwise these get its width and height (modulo 256), and it is made empty: left and top $FF, right and bottom 0.",
        f"Size of dirty rect (l {left.address}, t {top.address}, r {right.address}, b {bottom.address}) -> w {wide.address}, h {high.address}, then reset to l = t = $FF, r = b = 0; if r < l just w = h = 0?",
        f"r < l: w = h = 0; else w = r - l + 1, h = b - t + 1, l = t = $FF, r = b = 0; bytes modulo 256: l {left.address}, t {top.address}, r {right.address}, b {bottom.address}, w {wide.address}, h {high.address}.",
        f"At the end of a frame I ask how big the box of changes is (its sides: columns {left.address} to {right.address}, rows {top.address} to {bottom.address}, ends included) and start a fresh one. Number of columns to {wide.address}, of rows to {high.address}; both zero if the last column lies before the first, in which case it is fresh already. A fresh box has 255 as first column and row and 0 as last.",
    )


def message_rolls_up(draw: Drawer) -> Made:
    length = draw.one(8, 12, 16, 20)
    lines = [draw.array(16, length) for _ in range(3)]
    blank, wait = draw.rng.randrange(0x10000), draw.variable(8)
    span = draw.rng.randrange(4, 40)
    program = (
        If(
            check(wait, "!=", 0),
            (less(wait),),
            (Copy(lines[1], lines[0]), Copy(lines[2], lines[1]), Fill(lines[2], Number(blank, 16)), put(wait, span)),
        ),
    )
    places = " ".join(str(line.address) for line in lines)
    return program, (
        f"Write a routine that rolls a message up by a line: if {wait.address} isn't 0 it falls by 1. At 0 the second of three lines of {length} tilemap words ({lines[0].address}, {lines[1].address}, {lines[2].address}) goes to the first, the third to the second, the third is filled with ${blank:04X}, and {wait.address} becomes {span}.",
        f"Scroll 3 text lines up? {length} words each at {places}; delay byte {wait.address}: counts to 0, then roll, blank word ${blank:04X} below, reload {span}.",
        f"if t: t -= 1; else: A = B; B = C; C = ${blank:04X} everywhere; t = {span}. A, B, C: {length} words at {places}; t = byte[{wait.address}].",
        f"The dialogue box shows three rows of {length} tiles, whose words lie at {lines[0].address} (top), {lines[1].address} (middle) and {lines[2].address} (bottom). Every {span + 1} calls, timed with {wait.address}, the text moves one row higher; the top row is lost and the bottom row is cleared with ${blank:04X}.",
    )


def stamp_block(draw: Drawer) -> Made:
    length = draw.one(8, 16, 20)
    top, bottom = draw.array(16, length), draw.array(16, length)
    column, tile = draw.variable(8, below=length - 1), draw.variable(16)
    program = (
        put(at(top, column), tile),
        put(at(top, plus(column, 1)), plus(tile, 1)),
        put(at(bottom, column), plus(tile, 16)),
        put(at(bottom, plus(column, 1)), plus(tile, 17)),
    )
    return program, (
        f"Write a routine that draws a 2x2 block into two tilemap rows of {length} words, {top.address} (upper) and {bottom.address} (lower): from column byte[{column.address}] (at most {length - 2}) on, the upper row gets the word {tile.address} and that plus 1, the lower row that plus 16 and plus 17.",
        f"16x16 object into map rows {top.address}/{bottom.address} at column {column.address} (0..{length - 2}): words t, t+1 / t+16, t+17; t = word {tile.address}?",
        f"c = byte[{column.address}] <= {length - 2}; U[c], U[c+1] = t, t + 1; L[c], L[c+1] = t + 16, t + 17; t = word[{tile.address}]; U: words {top.address}, L: words {bottom.address}.",
        f"Chests are two tiles wide and high; their four pictures lie in VRAM as usual for big tiles, the lower ones 16 further. Put one at column {column.address} of the row pair at {top.address} and {bottom.address} ({length} map words each; the column is never the last). The map word of its first tile is in {tile.address}, and the others follow by adding.",
    )


def break_block(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 16, 32))
    place, broken = draw.variable(8, below=row.length), draw.variable(8)
    low = draw.rng.randrange(0x10, 0x380)
    high = low + draw.rng.randrange(8, 0x60)
    blank = draw.rng.randrange(0x400) | 0x2000
    cell = Algorithms(draw).own("cell", 16)
    program = (
        put(cell, masked(at(row, place), 0x3FF)),
        when(Between(Read(cell), low, high), put(at(row, place), blank), more(broken)),
    )
    return program, (
        f"Write a routine that breaks a block: word number byte[{place.address}] (0 to {row.length - 1}) of the {row.length} tilemap words at {row.address}. If its tile number (low ten bits) is ${low:03X} to ${high:03X}, the word becomes ${blank:04X} and {broken.address} rises by 1 (wrapping); otherwise nothing happens.",
        f"Smash the tile at index {place.address} (< {row.length}) of the map row {row.address}? Breakable: tile ${low:03X}-${high:03X} in any palette or flip -> ${blank:04X}, count {broken.address} + 1.",
        f"w = row[byte[{place.address}]]; if ${low:03X} <= w & $3FF <= ${high:03X}: row[...] = ${blank:04X}; byte[{broken.address}] += 1; row: {row.length} words {row.address}.",
        f"The hammer comes down on cell {place.address} of the row ({row.length} entries in tilemap format from {row.address}, always a cell of it). Stones are the tiles from ${low:03X} through ${high:03X}: one of those turns into ${blank:04X} and is counted in {broken.address}. Anything else is too hard.",
    )


def stand_on_two_cells(draw: Drawer) -> Made:
    row = draw.array(8, draw.one(8, 16, 32))
    place, result = draw.variable(8, below=row.length - 1), draw.variable(8)
    solid = draw.one(0x80, 0x40)
    left, right = at(row, place), at(row, plus(place, 1))
    one, both = draw.one((1, 2), (0x40, 0x80))
    program = (
        put(result, 0),
        when(Bits(Read(left), solid, "any"), put(result, one)),
        when(Bits(Read(right), solid, "any"), If(check(result, "==", 0), (put(result, one),), (put(result, both),))),
    )
    return program, (
        f"Write a routine that tells on how many of two neighbouring cells the hero stands: cells byte[{place.address}] and the next of the {row.length} bytes at {row.address} ({place.address} is at most {row.length - 2}). A cell carries if its bit ${solid:02X} is set. {result.address} becomes 0 for none, {one} for one of them, {both} for both.",
        f"Feet on ground? Row of {row.length} type bytes {row.address}; left foot cell {place.address} (<= {row.length - 2}), right foot the next; solid = ${solid:02X}. None 0, one {one}, both {both} -> {result.address}.",
        f"a = row[c] & ${solid:02X}, b = row[c + 1] & ${solid:02X}; byte[{result.address}] = a && b ? {both} : a || b ? {one} : 0; c = byte[{place.address}] <= {row.length - 2}; row: {row.address}.",
        f"When only one foot is on firm ground, my hero teeters. The row of cells under him has {row.length} bytes from {row.address}, firm ones with bit {solid.bit_length() - 1}; his feet are over cell {place.address} and the one right of it (which exists). Write {both} to {result.address} if both feet are safe, {one} if just one is, 0 if he falls.",
    )


def toggle_second_set(draw: Drawer) -> Made:
    row, palette = draw.array(16, draw.one(8, 16, 20, 32)), draw.rng.randrange(8)
    night, changed = draw.variable(8), draw.variable(8)
    bit = draw.one(0x0200, 0x0100)
    flag = draw.rng.randrange(8)
    wanted = joined(Here(row), bit)
    other = masked(Here(row), 0xFFFF ^ bit)
    mine = check(masked(Here(row), 0x1C00), "==", palette << 10)
    program = (
        put(changed, 0),
        Each(
            (row,),
            (
                when(
                    mine,
                    If(Bits(Read(night), 1 << flag, "any"), (put(Here(row), wanted),), (put(Here(row), other),)),
                    more(changed),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that switches tiles between two sets: of the {row.length} tilemap words at {row.address}, those with palette {palette} get bit ${bit:04X} of the tile number set if bit {flag} of {night.address} is set, and cleared if it is clear. {changed.address} becomes the number of words with that palette.",
        f"Day/night tiles? {row.length} map words {row.address}; palette {palette} only; night = bit {flag} of {night.address}: tile bit ${bit:04X} on, day: off. How many were of that palette -> {changed.address}.",
        f"for w in {row.length} words at {row.address} with w.ppp == {palette}: w bit ${bit:04X} = bit {flag} of byte[{night.address}], n += 1; byte[{changed.address}] = n.",
        f"Windows glow at night. Every tile of palette {palette} has a second picture, ${bit:03X} tiles further; all of them stand in even blocks, so only that bit of the number differs. By bit {flag} of {night.address} (on at night) choose the picture for the row at {row.address}, {row.length} words, and count such tiles in {changed.address}, altered or not.",
    )


def column_of_words(draw: Drawer) -> Made:
    wide, rows = draw.one((8, 6), (8, 8), (16, 6), (16, 7))
    tiles = draw.array(16, wide * rows)
    strip, column = draw.array(16, rows), draw.variable(8, below=wide)
    place = replace(Algorithms(draw).own("place"), below=wide * rows)
    high = draw.maybe(0.5)
    bit = 0x2000 if high else 0
    read = joined(at(tiles, place), bit) if high else Read(at(tiles, place))
    program = (
        put(place, column),
        Each((strip,), (put(Here(strip), read), put(place, Binary("min", plus(place, wide), Number(wide * rows - 1))))),
    )
    more_ = ", each with the priority bit ($2000) set" if high else ""
    return program, (
        f"Write a routine that takes a column out of a tilemap of {rows} rows with {wide} words each at {tiles.address}: the {rows} words of column byte[{column.address}] (0 to {wide - 1}) go to the {rows} words at {strip.address}, top first{more_}.",
        f"Gather map column {column.address} (< {wide}) for a vertical upload: map {wide}x{rows} words {tiles.address}, strip {rows} words {strip.address}{more_}?",
        f"s[r] = m[{wide}r + byte[{column.address}]]{' | $2000' if high else ''}, r < {rows}; m: words {tiles.address}, s: words {strip.address}; column < {wide}.",
        f"VRAM is written in columns when I scroll sideways, but the map lies row after row in RAM ({rows} rows of {wide} tile words from {tiles.address}). Collect the words of column {column.address}, from the top down, at {strip.address}{more_}. The column is a valid one.",
    )


RECIPES = (
    take_dirty_rectangle,
    message_rolls_up,
    stamp_block,
    break_block,
    stand_on_two_cells,
    toggle_second_set,
    column_of_words,
)
