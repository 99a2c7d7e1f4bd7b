"""Tiles as bitplanes in WRAM: planes joined and taken apart, masks, flips, shifts, outlines, colours of single pixels."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import Each, Field, Here, If, Read, Reverse, Shifted, Shove, Some, Swap, Unary, While
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, joined, masked, minus, more, put, toggled, where

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def interleave_planes(draw: Drawer) -> Made:
    low, high = draw.array(8, 8), draw.array(8, 8)
    lows, highs = laid_out(draw, 8, 2, ("tile low", 0, 8), ("tile high", 1, 8))
    program = (Each((low, high, lows, highs), (put(Here(lows), Here(low)), put(Here(highs), Here(high)))),)
    return program, (
        f"Write a routine that builds a 2bpp tile of 16 bytes at {lows.address} from two planes of 8 bytes: row i of the plane at {low.address} becomes byte 2i, row i of the plane at {high.address} byte 2i + 1.",
        f"How do I interleave two 1bpp bitmaps into an SNES 2bpp tile? Plane 0: 8 bytes {low.address}; plane 1: 8 bytes {high.address}; tile: 16 bytes {lows.address}.",
        f"for i < 8: byte[{lows.address} + 2i] = byte[{low.address} + i]; byte[{lows.address} + 2i + 1] = byte[{high.address} + i].",
        f"An editor of mine draws each plane in a picture of its own (8 rows, a byte a row: {low.address} for the low colour bit, {high.address} for the high one). The PPU wants them in turns, row by row. Make its tile at {lows.address}.",
    )


def separate_planes(draw: Drawer) -> Made:
    lows, highs = laid_out(draw, 8, 2, ("tile low", 0, 8), ("tile high", 1, 8))
    plane = draw.array(8, 8)
    what, made = draw.one(
        ("any colour but 0", joined(Here(lows), Here(highs))),
        ("colour 3", masked(Here(lows), Here(highs))),
        ("colour 1 or 2", toggled(Here(lows), Here(highs))),
        ("colour 1", masked(Here(lows), Unary("not", Read(Here(highs))))),
        ("colour 2", masked(Here(highs), Unary("not", Read(Here(lows))))),
    )
    sign = {
        "any colour but 0": "a | b", "colour 3": "a & b", "colour 1 or 2": "a ^ b", "colour 1": "a & ~b",
        "colour 2": "~a & b",
    }[what]  # fmt: skip
    program = (Each((lows, highs, plane), (put(Here(plane), made),)),)
    return program, (
        f"Write a routine that makes a mask of a 2bpp tile: the tile's 16 bytes at {lows.address} are 8 rows of low plane, high plane; row i of the mask, byte i at {plane.address}, has a 1 for each pixel of {what}.",
        f"How do I get a 1bpp mask of the pixels with {what}? Tile {lows.address} (2bpp, 16 bytes, planes in turns), mask {plane.address} (8 bytes): {sign} with a = low plane, b = high plane of the row.",
        f"byte[{plane.address} + i] = {sign}; a = byte[{lows.address} + 2i], b = byte[{lows.address} + 2i + 1]; i < 8.",
        f"For pixel-exact hits I need to know where a 2bpp picture has {what}. The picture's 16 bytes (low colour bits of a row, then its high ones, eight rows) are at {lows.address}; leave eight mask bytes, one per row, at {plane.address}.",
    )


def swap_tile_colors(draw: Drawer) -> Made:
    lows, highs = laid_out(draw, draw.one(8, 16, 32), 2, ("tile low", 0, 8), ("tile high", 1, 8))
    count = lows.length
    program = (Each((lows, highs), (Swap(Here(lows), Here(highs)),)),)
    return program, (
        f"Write a routine that exchanges the colours 1 and 2 in 2bpp tiles: in each of the {count} rows of two bytes from {lows.address} the two bytes change places.",
        f"How do I swap the bitplanes of {count // 8} 2bpp tile(s) at {lows.address}? {count} pairs of bytes; swap within every pair.",
        f"for i < {count}: swap byte[{lows.address} + 2i] and byte[{lows.address} + 2i + 1].",
        f"My second player wears the first one's colours the other way round: 1 becomes 2 and 2 becomes 1. His graphics lie at {lows.address}, {count} pixel rows in 2bpp (low plane byte, high plane byte). Change them there.",
    )


def flip_tile_rows(draw: Drawer) -> Made:
    rows = draw.array(16, 8)
    program = (Reverse(rows),)
    return program, (
        f"Write a routine that flips a 2bpp tile upside down: its 8 rows are the {where(rows)}; put them in reverse order.",
        f"How do I mirror a tile vertically in RAM? Rows: {where(rows)}: row 0 <-> row 7, 1 <-> 6, 2 <-> 5, 3 <-> 4.",
        f"swap word[{rows.address} + 2i] and word[{rows.address} + 2 * (7 - i)], i = 0..3.",
        f"Hanging bats use the standing bats' picture turned over. A picture here is one 2bpp tile, eight rows of two bytes, at {rows.address}. Turn it over in place, top row to the bottom and so on.",
    )


def slide_tile_rows(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(8, 8, 16))
    direction, way = draw.one(("rotate left", "left"), ("rotate right", "right"))
    steps = draw.rng.randrange(1, 5)
    program = (Each((rows,), (put(Here(rows), Shifted(Read(Here(rows)), direction, steps)),)),)
    return program, (
        f"Write a routine that scrolls a 1bpp picture {way} by {steps}: each of the {where(rows)} is rotated {way} by {steps} bit(s), so that what leaves on one side comes back on the other.",
        f"How do I animate a conveyor belt tile? Rows: {where(rows)}. Rotate every byte {way} {steps} place(s).",
        f"b = rotate_{way}(b, {steps}), 8 bits, for each b of the {where(rows)}.",
        f"Stars drift {way} in my title: the plane of their tile ({rows.length} bytes, {rows.address}, leftmost pixel in bit 7) moves {steps} pixel(s) and wraps around within the tile.",
    )


def scroll_tile_down(draw: Drawer) -> Made:
    rows = draw.array(16, 8)
    up = draw.maybe(0.5)
    edge = 0 if up else 7
    held = Algorithms(draw).own("held", 16)
    program = (put(held, at(rows, edge)), Shove(rows, not up, Read(held)))
    way, rule = ("up", "row i + 1 to row i, row 0 to row 7") if up else ("down", "row i to row i + 1, row 7 to row 0")
    return program, (
        f"Write a routine that scrolls a 2bpp tile {way} by one row with wrap-around: the {where(rows)} move {rule}.",
        f"How do I make a waterfall tile flow {way}? 8 row words at {rows.address}: {rule}.",
        f"cyclic shift of word[{rows.address} + 2i], i < 8: {rule}.",
        f"Smoke rises and water falls by moving the rows of their tile, a word each, eight from {rows.address}. One step {way}; the row that drops out reappears at the other end.",
    )


def smear_outline(draw: Drawer) -> Made:
    rows, outline = draw.array(8, 8), draw.array(8, 8)
    row = Algorithms(draw).own("row")
    only = draw.maybe(0.5)
    wide = joined(joined(row, Shifted(Read(row), "left", 1)), Shifted(Read(row), "right", 1))
    made = masked(wide, Unary("not", Read(row))) if only else wide
    program = (Each((rows, outline), (put(row, Here(rows)), put(Here(outline), made))),)
    rule = "(r | r << 1 | r >> 1) & ~r" if only else "r | r << 1 | r >> 1"
    what = "only the new pixels, not the old ones" if only else "together with the old pixels"
    return program, (
        f"Write a routine that widens a 1bpp picture by a pixel to the left and right: row i at {outline.address} gets the neighbours of all set pixels of row i at {rows.address} (8 bytes each), {what}; nothing comes in at the edges.",
        f"How do I make the side outline of a glyph? Glyph: 8 bytes {rows.address}; outline: 8 bytes {outline.address}. Per row: {rule}, 8 bits.",
        f"byte[{outline.address} + i] = {rule} (8 bits), r = byte[{rows.address} + i], i < 8.",
        f"Text on a bright sky needs a dark rim. For each of the eight rows of the letter at {rows.address} compute what is next to its pixels, left and right, {what}, and store the rows at {outline.address}. The letter stays.",
    )


def pixels_to_row(draw: Drawer) -> Made:
    pixels, low, high = draw.array(8, 8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    a, b = working.own("low row"), working.own("high row")
    program = (
        put(a, 0),
        put(b, 0),
        Each(
            (pixels,),
            (
                put(a, joined(Shifted(Read(a), "left", 1), Field(Read(Here(pixels)), 0, 1))),
                put(b, joined(Shifted(Read(b), "left", 1), Field(Read(Here(pixels)), 1, 1))),
            ),
        ),
        put(low, a),
        put(high, b),
    )
    return program, (
        f"Write a routine that converts 8 pixels, a byte each at {pixels.address} (leftmost first, colour in bits 0 and 1), into a 2bpp row: bit 0 of each goes to {low.address}, bit 1 to {high.address}, the leftmost pixel to bit 7.",
        f"How do I go from chunky to planar for one row? 8 colour bytes {pixels.address} (only bits 0-1 count), plane 0 byte {low.address}, plane 1 byte {high.address}, first pixel in the top bit.",
        f"byte[{low.address}] = sum of (p[i] & 1) << (7 - i), byte[{high.address}] = sum of (p[i] >> 1 & 1) << (7 - i), i < 8; p = bytes at {pixels.address}.",
        f"My drawing pad stores a byte per dot. Eight dots from {pixels.address} make one row of a four-colour tile: put the row's plane bytes into {low.address} (low colour bits) and {high.address} (high colour bits); the first dot is the left one, bits 2 to 7 of a dot mean nothing.",
    )


def row_to_pixels(draw: Drawer) -> Made:
    pixels, low, high = draw.array(8, 8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    a, b = working.own("low row"), working.own("high row")
    base = draw.one(0, 0, 4, 0x20)
    color = joined(Field(Read(a), 7, 1), Shifted(Field(Read(b), 7, 1), "left", 1))
    program = (
        put(a, low),
        put(b, high),
        Each(
            (pixels,),
            (
                put(Here(pixels), joined(color, base) if base else color),
                put(a, Shifted(Read(a), "left", 1)),
                put(b, Shifted(Read(b), "left", 1)),
            ),
        ),
    )
    extra = f", with the bits ${base:02X} set in each" if base else ""
    add = f" | ${base:02X}" if base else ""
    return program, (
        f"Write a routine that unpacks a 2bpp row into 8 bytes at {pixels.address}, leftmost pixel (bit 7) first: a pixel's colour has its bit 0 from the byte {low.address} and its bit 1 from the byte {high.address}{extra}.",
        f"How do I go from planar to chunky? Row planes {low.address} (bit 0) and {high.address} (bit 1); 8 colours 0..3{add} to {pixels.address}, from bit 7 to bit 0.",
        f"byte[{pixels.address} + i] = (byte[{low.address}] >> (7 - i) & 1) | (byte[{high.address}] >> (7 - i) & 1) << 1{add}, i < 8.",
        f"To rotate a picture I work with a byte per pixel. One row of it: low plane {low.address}, high plane {high.address}. Spread it over the eight bytes from {pixels.address}, left pixel first{extra}; the planes stay.",
    )


def count_color_pixels(draw: Drawer) -> Made:
    lows, highs = laid_out(draw, 8, 2, ("tile low", 0, 8), ("tile high", 1, 8))
    result = draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(result, 0),
        Each(
            (lows, highs),
            (
                put(rest, masked(Here(lows), Here(highs))),
                While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(result))),
            ),
        ),
    )
    return program, (
        f"Write a routine that counts the pixels of colour 3 in the 2bpp tile of 16 bytes at {lows.address} (8 rows of low plane, high plane): the bits set in both bytes of a row. The count, 0 to 64, goes to {result.address}.",
        f"How many pixels of a 2bpp tile have both bits set? Tile {lows.address}, 16 bytes, planes in turns. Byte {result.address}.",
        f"byte[{result.address}] = sum over i < 8 of popcount(byte[{lows.address} + 2i] & byte[{lows.address} + 2i + 1]).",
        f"A stain in my washing game is drawn in colour 3. How much of it is left in the tile at {lows.address} (four colours: eight times low bits, high bits)? Number of such dots to {result.address}.",
    )


def blank_tile_flag(draw: Drawer) -> Made:
    rows, result = draw.array(16, draw.one(8, 16)), draw.variable(8)
    yes, no = draw.one((1, 0), (0x80, 0), (0, 1))
    depth = {8: "2bpp", 16: "4bpp"}[rows.length]
    program = (If(Some(rows, check(Here(rows), "!=", 0)), (put(result, no),), (put(result, yes),)),)
    return program, (
        f"Write a routine that tells whether a {depth} tile is empty: {result.address} becomes ${yes:02X} if all of the {where(rows)} are 0, else ${no:02X}.",
        f"How do I find transparent tiles? Tile data: {where(rows)}. All zero: byte {result.address} = ${yes:02X}; otherwise ${no:02X}.",
        f"byte[{result.address}] = (every word[{rows.address} + 2i] == 0, i < {rows.length}) ? ${yes:02X} : ${no:02X}.",
        f"Empty characters needn't be uploaded. The next one ({depth}, {2 * rows.length} bytes) was unpacked to {rows.address}; mark it at {result.address} by ${yes:02X} if no pixel of it has a colour other than 0, by ${no:02X} if there is one.",
    )


def expand_three_planes(draw: Drawer) -> Made:
    third, (lows, highs) = draw.array(8, 8), laid_out(draw, 8, 2, ("upper low", 0, 8), ("upper high", 1, 8))
    mask = draw.one(0x00, 0x00, 0xFF)
    program = (Each((third, lows, highs), (put(Here(lows), Here(third)), put(Here(highs), mask))),)
    which = "colours 0 to 7" if mask == 0 else "colours 8 to 15"
    return program, (
        f"Write a routine that makes the upper half of a 4bpp tile (16 bytes at {lows.address}) from the third plane of a 3bpp tile (8 bytes at {third.address}): byte 2i is the plane's row i, byte 2i + 1 is ${mask:02X}.",
        f"How do I expand 3bpp to 4bpp? Planes 2 and 3: for row i, byte[{lows.address} + 2i] = byte[{third.address} + i] and byte[{lows.address} + 2i + 1] = ${mask:02X}, 8 rows.",
        f"t[2i] = p[i], t[2i + 1] = ${mask:02X}, i < 8; p = bytes at {third.address}, t = bytes at {lows.address}.",
        f"Graphics in my ROM have three planes, VRAM takes four. The first two are copied already; the third, eight bytes at {third.address}, has to go to {lows.address} with an extra ${mask:02X} behind every byte, so that {which} are used.",
    )


RECIPES = (
    interleave_planes,
    separate_planes,
    swap_tile_colors,
    flip_tile_rows,
    slide_tile_rows,
    scroll_tile_down,
    smear_outline,
    pixels_to_row,
    row_to_pixels,
    count_color_pixels,
    blank_tile_flag,
    expand_three_planes,
)
