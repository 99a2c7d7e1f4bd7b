"""Structures behind a pointer: heads, fields, nibbles, flags, chains, strings and pairs of structures."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Field,
    Fill,
    Half,
    Number,
    Pointed,
    Pointer,
    Read,
    Report,
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
    either,
    less,
    masked,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _behind(pointer: Pointer) -> str:
    """What kind of pointer lies where, in a request."""
    return f"{pointer.width}-bit pointer {pointer.address}"


def sized_head_is_sane(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=8)
    version, length, most = draw.one(1, 2, 3), draw.variable(16), draw.one(0x200, 0x800, 0x1000)
    program = (
        put(length, Pointed(pointer, Number(2), 16)),
        Report(
            Both(
                check(Pointed(pointer, Number(0)), "<=", version),
                Both(check(length, "!=", 0), check(length, "<=", most)),
            )
        ),
    )
    return program, (
        f"Check the head of a data block at the {_behind(pointer)}: its first byte, the format, may be at most {version}, and the word at offset 2, the length, must be 1 to {most}. Store the length at {length.address} in any case; carry set if both are right.",
        f"word[{length.address}] = n = word p[2]; C = p[0] <= {version} and 0 < n <= {most}. p: {_behind(pointer)}.",
        f"Block head via {_behind(pointer)}: +0 format byte (<= {version}), +2 length word (1..{most}) -> {length.address}; carry = acceptable.",
        f"Before unpacking I make sure that the block isn't garbage. The {_behind(pointer)} shows to it; it opens with a format number (a byte, {version} is the newest I know) and, two bytes from its start, has a length of two bytes, which is never zero and never above {most}. Give me that length in {length.address}, and set the carry when all this is true, else clear it.",
    )


def heal_record_behind(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=16)
    now, top, dead = draw.one((2, 4, 6), (4, 6, 1), (8, 10, 0), (1, 3, 7))
    gain, healed = draw.variable(16, below=0x1000), draw.variable(8)
    life = Algorithms(draw).own("life", 16)
    program = (
        put(healed, 0),
        when(check(Pointed(pointer, Number(dead)), "!=", 0), Stop()),
        put(life, Pointed(pointer, Number(now), 16)),
        when(check(life, ">=", Pointed(pointer, Number(top), 16)), Stop()),
        more(life, gain),
        put(Pointed(pointer, Number(now), 16), Binary("min", Read(life), Read(Pointed(pointer, Number(top), 16)))),
        put(healed, 1),
    )
    return program, (
        f"Heal the character whose record the {_behind(pointer)} points to: word at offset {now} life, word at offset {top} most life, byte at offset {dead} nonzero if dead. A living one below the most gains word[{gain.address}] (below 4096; the sum wraps at 65,536), limited to the most, and {healed.address} becomes 1. Otherwise only {healed.address} = 0.",
        f"if p[{dead}] == 0 and life < top: life = min((life + g) & $FFFF, top), ok = 1; else ok = 0. life/top: words p[{now}]/p[{top}], p: {_behind(pointer)}; g word {gain.address} (< 4096), ok byte {healed.address}.",
        f"Potion through {_behind(pointer)}: +{now} HP (word), +{top} max HP (word), +{dead} dead flag (byte); amount word {gain.address} (< $1000, plain 16-bit addition); success 1/0 -> {healed.address}; no effect on the dead or the unhurt.",
        f"A potion for whoever the {_behind(pointer)} shows. In his record life is the word {now} bytes from the start, the highest possible life the one {top} bytes from the start, and the byte at {dead} isn't zero for the dead. Add the potion's strength ({gain.address}, 16 bits but under 4096, without caring for overflow) up to the limit. The dead, and those who have at least their limit, get nothing; {healed.address} says by 1 or 0 whether the potion was used.",
    )


def nibble_behind(draw: Drawer) -> Made:
    pointer = draw.pointer()
    index, result = draw.variable(8, below=2 * pointer.length), draw.variable(8)
    high_first = draw.maybe(0.5)
    byte = Algorithms(draw).own("byte")
    low, high = Field(Read(byte), 0, 4), Field(Read(byte), 4, 4)
    program = (
        put(byte, Pointed(pointer, Shifted(Read(index), "right", 1))),
        put(result, either(Bits(Read(index), 1, "any"), low if high_first else high, high if high_first else low)),
    )
    order = "high" if high_first else "low"
    other = "low" if high_first else "high"
    return program, (
        f"Fetch nibble number byte[{index.address}] (below {2 * pointer.length}) of the list that the {_behind(pointer)} points to: two to a byte, the even-numbered one in the {order} half. Store it (0-15) at {result.address}.",
        f"byte[{result.address}] = nibble i of p ({order} nibble first); i = byte[{index.address}] < {2 * pointer.length}; p: {_behind(pointer)}.",
        f"i = byte[{index.address}] (max {2 * pointer.length - 1}); b = p[i >> 1]; result {result.address} = i & 1 ? b's {other} nibble : b's {order} nibble. {_behind(pointer)}.",
        f"Heights of 0 to 15 are packed two by two, the first of a pair in the {order} half of the byte. The {_behind(pointer)} leads to them, {2 * pointer.length} at most. I'd like the one with the number in {index.address} (the first is number 0, and the number is valid) at {result.address}.",
    )


def flag_behind(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=8)
    number, state = draw.variable(8, below=64), draw.variable(8)
    bits = Table("FlagBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    held, bit, place = own("flags"), own("bit"), replace(own("place"), below=8)
    program = (
        put(bit, at(bits, masked(number, 7))),
        put(place, Shifted(Read(number), "right", 3)),
        put(held, Pointed(pointer, Read(place))),
        put(state, either(check(masked(held, bit), "!=", 0), 1, 0)),
        put(held, toggled(held, bit)),
        put(Pointed(pointer, Read(place)), held),
    )
    return program, (
        f"Toggle flag byte[{number.address}] (0-63) of the eight bytes that the {_behind(pointer)} points to: flag n is bit n & 7 of byte n / 8. What it was before, 1 or 0, goes to {state.address}.",
        f"n = byte[{number.address}] < 64; byte[{state.address}] = p[n >> 3] >> (n & 7) & 1; p[n >> 3] ^= 1 << (n & 7). p: {_behind(pointer)}.",
        f"Flip bit {number.address} (0-63, LSB first) of the 8-byte set at {_behind(pointer)}; old value 1/0 -> {state.address}.",
        f"Every room has 64 switches, stored as bits in eight bytes, the lowest bit of the first byte being switch 0. The {_behind(pointer)} leads to those of this room. Turn over switch {number.address} (under 64), and leave in {state.address} whether it was on (1) or off (0) before that.",
    )


def string_from_pointer(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=16)
    line = draw.array(8, draw.one(8, 12, 16))
    end, blank, length = draw.one(0xFF, 0x00, 0xFE), draw.one(0x20, 0x7F), draw.variable(8)
    own = Algorithms(draw).own
    place, letter = replace(own("place"), below=16), own("letter")
    program = (
        Fill(line, Number(blank)),
        put(place, 0),
        While(
            check(place, "<", line.length - 1),
            (
                put(letter, Pointed(pointer, Read(place))),
                when(check(letter, "==", end), Stop()),
                put(at(line, place), letter),
                more(place),
            ),
        ),
        put(length, place),
    )
    n = line.length
    return program, (
        f"Copy a text from the {_behind(pointer)} to the line at {line.address} ({n} bytes), which is filled with ${blank:02X} first: byte by byte until ${end:02X} comes (it is not copied) or {n - 1} bytes are copied. The number copied goes to {length.address}.",
        f"line = ${blank:02X} * {n}; for i < {n - 1}: if p[i] == ${end:02X}: break; line[i] = p[i]; byte[{length.address}] = i reached. line {line.address}, p: {_behind(pointer)}.",
        f"strncpy: {_behind(pointer)} -> {line.address}, at most {n - 1} letters, terminator ${end:02X}, rest of the {n} bytes ${blank:02X}; length -> {length.address}.",
        f"To print a name from ROM or RAM, wherever the {_behind(pointer)} shows, fill the print line ({n} cells from {line.address}) with blanks, ${blank:02X}, and then put the name's letters there from the left. The name stops before ${end:02X}, and in any case after {n - 1} letters, so that one blank remains. {length.address} shall tell how many letters there were.",
    )


def clamp_field_behind(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=8)
    field, low, high = draw.rng.sample(range(8), 3)
    step, hit = draw.variable(8), draw.variable(8)
    held = Algorithms(draw).own("value", 16)
    program = (
        put(hit, 0),
        put(held, plus(Widened(Read(Pointed(pointer, Number(field)))), Widened(Read(step)))),
        when(
            check(held, ">", Widened(Read(Pointed(pointer, Number(high))))),
            put(held, Widened(Read(Pointed(pointer, Number(low))))),
            put(hit, 1),
        ),
        put(Pointed(pointer, Number(field)), Half(Read(held), False)),
    )
    return program, (
        f"Advance a counter in the structure at the {_behind(pointer)}: the byte at offset {field} plus byte[{step.address}] (the exact sum, no wrapping); if that is more than the byte at offset {high}, the counter becomes the byte at offset {low} and {hit.address} 1, otherwise it becomes the sum and {hit.address} 0.",
        f"s = p[{field}] + byte[{step.address}] (9 bits); s > p[{high}] ? (p[{field}] = p[{low}], hit = 1) : (p[{field}] = s, hit = 0). p: {_behind(pointer)}; hit -> {hit.address}.",
        f"Looping animation struct via {_behind(pointer)}: frame +{field}, loop start +{low}, last +{high}; add speed {step.address}; beyond the last -> loop start; looped 1/0 -> {hit.address}. Bytes, sum of more than 255 is beyond any last.",
        f"An object's animation is described where the {_behind(pointer)} shows: byte {field} is the current picture, byte {high} the last one, byte {low} the one to go back to. Move on by {step.address} pictures. If that leads past the last one (also when it exceeds 255), go back to where the loop starts, wherever in the structure's bytes that is. Was it so? 1 or 0 to {hit.address}.",
    )


def compare_two_structures(draw: Drawer) -> Made:
    one, two = replace(draw.pointer(), length=8), replace(draw.pointer(), length=8)
    count, first = draw.variable(8), draw.variable(8)
    size_in = draw.one(4, 6, 8)
    place = replace(Algorithms(draw).own("place"), below=9)
    program = (
        put(count, 0),
        put(first, 0xFF),
        put(place, size_in),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(
                    check(Pointed(one, Read(place)), "!=", Pointed(two, Read(place))),
                    more(count),
                    put(first, place),
                ),
            ),
        ),
    )
    return program, (
        f"Compare the {size_in} bytes behind the {_behind(one)} with those behind the {_behind(two)}: the number of differing offsets goes to {count.address}, the lowest of them to {first.address} ($FF if there is none).",
        f"d = [i for i < {size_in} if p[i] != q[i]]; byte[{count.address}] = len(d); byte[{first.address}] = d ? min(d) : $FF. p: {_behind(one)}; q: {_behind(two)}.",
        f"memcmp with count: {_behind(one)} vs {_behind(two)}, {size_in} bytes; differences -> {count.address}, first differing offset or $FF -> {first.address}.",
        f"I suspect that two of my object records aren't equal. The {_behind(one)} leads to one, the {_behind(two)} to the other, and both have {size_in} bytes. For my debug screen I need the number of places where they differ, in {count.address}, and the first such place counted from 0, in {first.address}; for equal records 0 and $FF.",
    )


RECIPES = (
    sized_head_is_sane,
    heal_record_behind,
    nibble_behind,
    flag_behind,
    string_from_pointer,
    clamp_field_behind,
    compare_two_structures,
)
