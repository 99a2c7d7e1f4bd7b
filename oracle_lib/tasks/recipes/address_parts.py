"""Addresses and positions in parts: banks and offsets carried into each other, ports of two fields, compact pointers of one's own."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Either,
    Half,
    If,
    Read,
    Shifted,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    part,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "memory maps"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def compact_pointer_opened(draw: Drawer) -> Made:
    word, bank, offset = draw.variable(16), draw.variable(8), draw.variable(16)
    w, b, o = addresses(word, bank, offset)
    first = draw.one(0x20, 0x30, 0x40, 0xC0)
    shift = draw.one(3, 4)
    program = (
        put(bank, plus(part(word, 12, 4), first)),
        put(
            offset,
            joined(Shifted(masked(word, 0x0FFF), "left", shift), 0x8000)
            if shift == 3
            else Shifted(masked(word, 0x0FFF), "left", shift),
        ),
    )
    plus_ = " with bit 15 set" if shift == 3 else ""
    formula = " | $8000" if shift == 3 else ""
    return program, (
        f"Write a routine that opens a compact pointer, the word {w}: the byte {b} (bank) becomes ${first:02X} plus its top four bits, the word {o} (offset) its low 12 bits times {1 << shift}{plus_}.",
        f"{w} = bbbb oooooooooooo -> bank {b} = ${first:02X} + b, offset word {o} = o * {1 << shift}{formula}.",
        f"byte[{b}] = ${first:02X} + (word[{w}] >> 12); word[{o}] = (word[{w}] & $0FFF) << {shift}{formula}.",
        f"My graphics are aligned to {1 << shift} bytes, so a pointer to them fits in two: the leftmost hex digit chooses one of sixteen banks from ${first:02X} on, the other three are the place in units of {1 << shift}{', counted from $8000' if shift == 3 else ''}. Turn {w} into a real bank ({b}) and a 16-bit offset ({o}).",
    )


def next_tile_in_bank(draw: Drawer) -> Made:
    offset, bank, length = draw.variable(16), draw.variable(8), draw.variable(8)
    o, b, n = addresses(offset, bank, length)
    program = (
        more(offset, Shifted(Widened(Read(length)), "left", 5)),
        when(Bits(Read(offset), 0x8000, "none"), put(offset, joined(offset, 0x8000)), more(bank)),
    )
    return program, (
        f"Write a routine that moves a LoROM source on by {n} tiles of 32 bytes: the word {o} (offset) grows by 32 times the byte {n}; if bit 15 is then clear (it ran out of the bank), that bit is set and the bank {b} rises by 1.",
        f"LoROM {b}:{o} += {n} * 32; offset fell below $8000 -> |= $8000, ++bank.",
        f"word[{o}] += byte[{n}] * 32; if word[{o}] < $8000: word[{o}] |= $8000, byte[{b}] += 1.",
        f"An upload has just sent {n} tiles, 32 bytes each, from bank {b}, address {o}. Where do the next ones lie? In LoROM a bank ends at $FFFF and the following one begins at $8000. Update both (the address was in the upper half before or not; only what comes out is looked at).",
    )


def port_word_for_tile(draw: Drawer) -> Made:
    tile, plane, address, mode = draw.variable(16), draw.variable(8, below=2), draw.variable(16), draw.variable(8)
    t, p, a, m = addresses(tile, plane, address, mode)
    base = draw.one(0x2000, 0x4000, 0x6000)
    program = (
        put(address, joined(Shifted(masked(tile, 0x01FF), "left", 4), base)),
        when(check(plane, "==", 1), put(address, joined(address, 8))),
        put(mode, either(Bits(Read(tile), 0x8000, "any"), 0x00, 0x80)),
    )
    return program, (
        f"Write a routine that prepares a VRAM upload of a 4bpp tile: the word {a} becomes ${base:04X} plus 16 times the tile number (low nine bits of the word {t}), plus 8 if {p} (0 or 1) is 1 (upper planes); the VMAIN value {m} becomes $00 if bit 15 of {t} is set (low bytes only), else $80.",
        f"VRAM word address {a} = ${base:04X} | ({t} & $1FF) << 4 | {p} << 3 ({p} is 0/1); VMAIN {m} = {t} bit 15 ? 0 : $80.",
        f"word[{a}] = ${base:04X} + (word[{t}] & 511) * 16 + byte[{p}] * 8; byte[{m}] = word[{t}] & $8000 ? 0 : $80; {p} in 0..1.",
        f"Tiles (16 words each) begin at word ${base:04X} of VRAM. The job {t} names one by nine bits and says by its top bit that only low bytes are written, in which case the address steps after those (VMAIN $00) and otherwise after the high ones ($80). {p} being 1 (it is 0 or 1) means the second half of the tile. Address into {a}, VMAIN into {m}.",
    )


def slot_of_wram_word(draw: Drawer) -> Made:
    offset, slot, field, valid = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    o, s, f, v = addresses(offset, slot, field, valid)
    base = draw.rng.randrange(0x10, 0xE0) * 0x100
    shift = draw.one(3, 4, 5)
    count = draw.one(8, 16)
    rest = Algorithms(draw).own("rest", 16)
    size_ = count << shift
    program = (
        put(rest, minus(offset, base)),
        If(
            check(rest, "<", size_),
            (
                put(slot, part(rest, shift, 4)),
                put(field, masked(Half(Read(rest), False), (1 << shift) - 1)),
                put(valid, 1),
            ),
            (put(slot, 0xFF), put(field, 0xFF), put(valid, 0)),
        ),
    )
    return program, (
        f"Write a routine that tells to which record an address belongs. {count} records of {1 << shift} bytes lie from ${base:04X} on. For the address in the word {o}: its record's number to {s}, the offset in the record to {f}, 1 to {v}; if it's outside of the records, $FF, $FF and 0.",
        f"d = word {o} - ${base:04X}; d < ${size_:X} (unsigned): {s} = d >> {shift}, {f} = d & {(1 << shift) - 1}, {v} = 1; else $FF, $FF, 0.",
        f"d = (word[{o}] - ${base:04X}) & $FFFF; ok = d < {size_}; byte[{s}] = ok ? d >> {shift} : $FF; byte[{f}] = ok ? d & {(1 << shift) - 1} : $FF; byte[{v}] = ok.",
        f"A watchpoint fired at {o} (two bytes). My {count} objects take {1 << shift} bytes each, the first at ${base:04X}. Which object was it, and which of its bytes? {s} and {f}, with {v} = 1. Something else entirely: $FF in these two and 0 in {v}.",
    )


def banked_offset_signed(draw: Drawer) -> Made:
    bank, offset, step = draw.variable(8), draw.variable(16), draw.variable(16, signed=True)
    b, o, s = addresses(bank, offset, step)
    before = Algorithms(draw).own("before", 16)
    crossed = draw.variable(8)
    c = crossed.address
    program = (
        put(before, offset),
        more(offset, step),
        put(crossed, 0),
        If(
            Bits(Read(step), 0x8000, "any"),
            (when(check(offset, ">", before), less(bank), put(crossed, 0xFF)),),
            (when(check(offset, "<", before), more(bank), put(crossed, 1)),),
        ),
    )
    return program, (
        f"Write a routine that moves a HiROM pointer (offset word {o}, bank byte {b}) by the signed word {s}: a carry raises the bank by 1 and {c} becomes 1, a borrow lowers it by 1 and {c} becomes $FF; otherwise {c} is 0 and the bank stays.",
        f"{b}:{o} += s16 {s}; {c} = +1 / -1 / 0 as the bank changed.",
        f"p = byte[{b}] << 16 | word[{o}]; q = (p + (s16)word[{s}]) & $FFFFFF; byte[{b}] = q >> 16; word[{o}] = q & $FFFF; byte[{c}] = (q >> 16) - (p >> 16) mod 256.",
        f"Scripts jump by a signed distance {s} (two bytes), and mine go through linear banks. The next instruction is in bank {b} at {o}. Take the jump; a jump over the end of the bank or back over its beginning changes the bank, and {c} must say so for the cache: 1 forwards, $FF backwards, 0 within the bank.",
    )


def dma_size_split_by_bank(draw: Drawer) -> Made:
    offset, length, first, second = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(16)
    o, n, a, b = addresses(offset, length, first, second)
    room = Algorithms(draw).own("room", 16)
    program = (
        put(room, Unary("negate", Read(offset))),
        If(
            Either(check(room, "==", 0), check(room, ">=", length)),
            (put(first, length), put(second, 0)),
            (put(first, room), put(second, minus(length, room))),
        ),
    )
    return program, (
        f"Write a routine that splits a transfer of {n} bytes (word) that begins at offset {o} (word) of a bank where it would run over the bank's end: the word {a} becomes how many bytes lie in this bank, the word {b} how many in the next. (At offset 0 the whole transfer fits.)",
        f"room = $10000 - word {o}; length word {n}: fits -> {a} = length, {b} = 0; else {a} = room, {b} = length - room.",
        f"r = 65536 - word[{o}]; word[{a}] = min(word[{n}], r); word[{b}] = word[{n}] - word[{a}].",
        f"DMA wraps inside its bank, so {n} bytes from offset {o} may need two transfers. First part, up to $FFFF inclusive: {a} bytes. Second part, from $0000 of the next bank: {b} bytes, or 0 if the first one was enough. All are 16-bit numbers.",
    )


RECIPES = (
    compact_pointer_opened,
    next_tile_in_bank,
    port_word_for_tile,
    slot_of_wram_word,
    banked_offset_signed,
    dma_size_split_by_bank,
)
