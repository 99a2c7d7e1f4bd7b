"""Uploads to VRAM as a game prepares them in WRAM: queues of DMA records, budgets, addresses of tiles and map words."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Count,
    Each,
    Either,
    Field,
    Fold,
    Half,
    Here,
    If,
    Number,
    Position,
    Product,
    Read,
    Saturating,
    Shifted,
    Some,
    Stop,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, joined, less, masked, minus, more, plus, put, when

SUBJECT = "tile graphics"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def queue_upload(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8, 10, 16)
    targets, sources, sizes = laid_out(
        draw, count, 6, ("vram target", 0, 16), ("source offset", 2, 16), ("transfer size", 4, 16)
    )
    queued, target, source = draw.variable(8, below=count + 1), draw.variable(16), draw.variable(16)
    length = draw.one(0x20, 0x40, 0x80, 0x100, 0x200)
    program = (
        when(check(queued, "==", count), Stop()),
        put(at(targets, queued), target),
        put(at(sources, queued), source),
        put(at(sizes, queued), length),
        more(queued),
    )
    return program, (
        f"Write a routine that queues a VRAM upload: record number byte[{queued.address}] of the list at {targets.address} (6 bytes a record: VRAM address, source offset, size, all words) becomes word[{target.address}], word[{source.address}], ${length:04X}; then {queued.address} rises by 1. At {count} (never more) the queue is full and nothing changes.",
        f"How do I add an entry to my NMI transfer list? List {targets.address}, at most {count} entries of three words (target, source, length); number of entries: byte {queued.address}, 0 to {count}. New entry: words from {target.address} and {source.address}, length ${length:04X}. Full: drop it.",
        f"n = byte[{queued.address}] <= {count}; if n < {count}: word[{targets.address} + 6n] = word[{target.address}]; word[.. + 2] = word[{source.address}]; word[.. + 4] = ${length:04X}; byte[{queued.address}] = n + 1.",
        f"During the frame my code only notes what NMI shall send: where to ({target.address}), where from ({source.address}), both 16 bits, and how much (always {length} bytes). A note takes six bytes, in that order; there is room for {count} from {targets.address}. {queued.address} says how many were made, which is at most {count}; with {count} the new one is lost.",
    )


def cancel_target(draw: Drawer) -> Made:
    targets, sizes = laid_out(
        draw, draw.one(4, 6, 8, 12), draw.one(4, 6, 8), ("vram target", 0, 16), ("transfer size", 2, 16)
    )
    target = draw.variable(16)
    program = (Each((targets, sizes), (when(check(Here(targets), "==", target), put(Here(sizes), 0)),)),)
    count, step = targets.length, targets.step
    return program, (
        f"Write a routine that cancels uploads: in each of the {count} records of {step} bytes at {targets.address} whose first word equals the word {target.address}, the second word (the size) becomes 0.",
        f"How do I remove all pending transfers to one VRAM address? Records: {count}, {step} bytes apart, from {targets.address}: word 0 target, word 1 size. Where target == word[{target.address}]: size = 0.",
        f"for i < {count}: if word[{targets.address} + {step}i] == word[{target.address}]: word[{sizes.address} + {step}i] = 0.",
        f"A new picture makes old uploads to the same place needless. The place is in {target.address} (16-bit). Go over my {count} DMA notes ({targets.address}, {step} bytes each: address first, then size, words) and let those that go there send nothing (size 0).",
    )


def bytes_waiting(draw: Drawer) -> Made:
    [sizes] = laid_out(draw, draw.one(4, 6, 8, 12), draw.one(4, 6, 8), ("transfer size", draw.one(0, 2), 16))
    total, over, limit = draw.variable(16), draw.variable(8), draw.one(0x800, 0xC00, 0x1000, 0x1800)
    program = (
        put(total, Fold("sum", sizes, Read(Here(sizes)))),
        put(over, either(check(total, ">", limit), 1, 0)),
    )
    count, step = sizes.length, sizes.step
    return program, (
        f"Write a routine that adds up what is waiting for DMA: the {count} words at {sizes.address}, {step} bytes from one to the next. The sum (modulo 65536) goes to the word {total.address}, and {over.address} becomes 1 if it is greater than ${limit:04X}, else 0.",
        f"How do I check whether the uploads fit into vblank? Size words: {count} of them, first at {sizes.address}, one every {step} bytes. Total -> word {total.address}; byte {over.address} = 1 when total > ${limit:04X} (unsigned), otherwise 0.",
        f"t = sum of word[{sizes.address} + {step}i], i < {count}, mod 65536; word[{total.address}] = t; byte[{over.address}] = t > ${limit:04X} ? 1 : 0.",
        f"My queue has {count} records of {step} bytes; the size is a word in each, the first record's at {sizes.address}. I need their total at {total.address} (16 bits, overflow ignored) and a warning flag of 1 at {over.address} as soon as more than {limit} bytes are due; 0 if not.",
    )


def grant_transfer(draw: Drawer) -> Made:
    size, budget, go = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        If(
            check(size, "<=", budget),
            (less(budget, size), put(go, 1)),
            (put(go, 0),),
        ),
    )
    return program, (
        f"Write a routine that grants a transfer if the rest of the frame's budget suffices: if the word {size.address} is at most the word {budget.address}, it is subtracted from that and {go.address} becomes 1; if not, {go.address} becomes 0 and the budget stays.",
        f"How do I limit DMA per frame? Wanted bytes: word {size.address}. Left: word {budget.address}. Enough (left >= wanted, unsigned): left -= wanted, byte {go.address} = 1. Else byte {go.address} = 0.",
        f"if word[{size.address}] <= word[{budget.address}]: word[{budget.address}] -= word[{size.address}], byte[{go.address}] = 1; else byte[{go.address}] = 0.",
        f"NMI may send only so many bytes, and {budget.address} (word) keeps how many are still allowed. The next packet has word[{size.address}] bytes. Let it pass - flag {go.address} 1, allowance reduced - or hold it back for later with flag 0.",
    )


def split_transfer(draw: Drawer) -> Made:
    left, source, target, size = draw.variable(16), draw.variable(16), draw.variable(16), draw.variable(16)
    most = draw.one(0x80, 0x100, 0x200, 0x400, 0x800)
    program = (
        put(size, Binary("min", Read(left), Number(most, 16))),
        less(left, size),
        more(source, size),
        more(target, Shifted(Read(size), "right", 1)),
    )
    return program, (
        f"Write a routine that takes the next piece of a long upload: the word {size.address} becomes the smaller of the word {left.address} (bytes left) and ${most:04X}. Then that is subtracted from {left.address}, added to the source word {source.address}, and half of it (rounded down) is added to the VRAM word address {target.address}; sums wrap.",
        f"How do I spread a big transfer over several frames, ${most:04X} bytes at most each? piece = min(left, ${most:04X}) -> word {size.address}; left (word {left.address}) -= piece; source (word {source.address}) += piece; VRAM address (word {target.address}) += piece / 2.",
        f"n = min(word[{left.address}], ${most:04X}); word[{size.address}] = n; word[{left.address}] -= n; word[{source.address}] += n; word[{target.address}] += n >> 1.",
        f"Level graphics are streamed in. There are {left.address} bytes to go (word), read from offset {source.address} and written to VRAM word {target.address}. Each frame does up to {most}: note this frame's amount at {size.address} and move all three on; VRAM counts words, so it moves by half.",
    )


def wrap_ring_address(draw: Drawer) -> Made:
    address, step = draw.variable(16), draw.variable(16)
    base = draw.one(0x1000, 0x2000, 0x4000, 0x6000, 0x7000)
    size = draw.one(0x100, 0x400, 0x800, 0x1000)
    made = joined(masked(plus(address, step), size - 1), base)
    return (put(address, made),), (
        f"Write a routine that advances a VRAM write position in a ring: the word {address.address} plus the word {step.address}, keep the bits of ${size - 1:04X}, set ${base:04X}; back to {address.address}.",
        f"How do I keep a VRAM address inside ${base:04X}-${base + size - 1:04X}? new = ((word[{address.address}] + word[{step.address}]) & ${size - 1:04X}) | ${base:04X}, stored at {address.address}.",
        f"word[{address.address}] = ((word[{address.address}] + word[{step.address}]) & ${size - 1:04X}) | ${base:04X}.",
        f"Streaming tiles go round in ${size:X} words of VRAM from ${base:04X}. The cursor {address.address} (16-bit) moves by {step.address} (16-bit) and re-enters at the beginning: mask it with ${size - 1:04X} and OR the base.",
    )


def screen_of_tile(draw: Drawer) -> Made:
    column, row, address = draw.variable(8, below=64), draw.variable(8, below=32), draw.variable(16)
    base = draw.one(0x0000, 0x1000, 0x2000, 0x5000, 0x6000, 0x7000)
    right = Shifted(Widened(masked(column, 0x20)), "left", 5)
    made = joined(
        joined(right, Shifted(Widened(Read(row)), "left", 5)),
        Widened(masked(column, 0x1F)),
    )
    return (put(address, joined(made, base) if base else made),), (
        f"Write a routine that finds the VRAM word of a cell in a 64x32 tilemap at ${base:04X}: column byte {column.address} (0 to 63), row byte {row.address} (0 to 31). The right screen (columns 32 and up) begins $400 words after the left one; a row has 32 words. The address goes to the word {address.address}.",
        f"How do I address a two-screen-wide BG map? VRAM word = ${base:04X} + (column & 32 ? $400 : 0) + row * 32 + (column & 31); column = byte {column.address} < 64, row = byte {row.address} < 32; to word {address.address}.",
        f"word[{address.address}] = ${base:04X} | (c & $20) << 5 | r << 5 | (c & $1F); c = byte[{column.address}] < 64, r = byte[{row.address}] < 32.",
        f"My background is 64 cells wide and 32 high, so VRAM holds two 32x32 screens from word ${base:04X} on, the left one first. Where does column {column.address}, row {row.address} lie (bytes, below 64 and 32)? Word address to {address.address}.",
    )


def tall_screen_cell(draw: Drawer) -> Made:
    column, row, address = draw.variable(8, below=32), draw.variable(8, below=64), draw.variable(16)
    base = draw.one(0x1000, 0x2000, 0x3000, 0x5800, 0x6800)
    made = joined(Shifted(Widened(Read(row)), "left", 5), Widened(Read(column)))
    return (put(address, plus(made, base)),), (
        f"Write a routine that stores at the word {address.address} the VRAM word address of a cell in a map of 32x64 entries at ${base:04X}: 32 times the row byte {row.address} (below 64) plus the column byte {column.address} (below 32) plus the base.",
        f"How do I find a cell of a tall (32x64) tilemap? Base ${base:04X}, row byte {row.address} 0..63, column byte {column.address} 0..31, one word a cell, 32 a row. Result word {address.address}.",
        f"word[{address.address}] = ${base:04X} + (byte[{row.address}] << 5 | byte[{column.address}]); row < 64, column < 32.",
        f"The tower scrolls over two screens that stand on top of each other in VRAM from word ${base:04X}. For row {row.address} (less than 64) and column {column.address} (less than 32), both bytes, compute the word to write to, into {address.address}.",
    )


def character_base(draw: Drawer) -> Made:
    register, address = draw.variable(8), draw.variable(16)
    high = draw.maybe(0.5)
    picked = Field(Read(register), 4 if high else 0, 4)
    made = Shifted(Widened(picked), "left", 12)
    which = "upper" if high else "lower"
    layers = ("BG2", "BG4") if high else ("BG1", "BG3")
    layer = draw.one(*layers)
    return (put(address, made),), (
        f"Write a routine that reads where the characters of {layer} begin: the {which} nibble of the shadow {register.address}, times $1000, as a VRAM word address in the word {address.address}.",
        f"How do I decode BG12NBA-style shadows? Byte {register.address}, {which} 4 bits = character base in units of $1000 words. Address to word {address.address}.",
        f"word[{address.address}] = (byte[{register.address}] >> {4 if high else 0} & $0F) << 12.",
        f"Where are {layer}'s tiles? The mirror of its register is {register.address}, and the {which} half counts steps of $1000 words. Give me the word address ({address.address}).",
    )


def map_register(draw: Drawer) -> Made:
    address, size, register = draw.variable(16), draw.variable(8, below=4), draw.variable(8)
    from_word = Field(Read(address), 10, 6)
    made = joined(Shifted(Half(from_word, False), "left", 2), size)
    return (put(register, made),), (
        f"Write a routine that builds a BGnSC value: bits 10 to 15 of the VRAM word address in {address.address} become bits 2 to 7, the size byte {size.address} (0 to 3) the bits 0 and 1 of {register.address}.",
        f"How do I make the tilemap register's byte? Map address: word {address.address} (only its upper six bits count). Size: byte {size.address} < 4. byte {register.address} = (address >> 10) << 2 | size.",
        f"byte[{register.address}] = (word[{address.address}] >> 10) << 2 | byte[{size.address}], size < 4.",
        f"$2107 and its sisters take the map's place in units of $400 words and the number of screens. From {address.address} (16-bit word address, rest of the division dropped) and {size.address} (0 to 3) put the byte together in the shadow at {register.address}.",
    )


def map_address_back(draw: Drawer) -> Made:
    register, address, wide, tall = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    program = (
        put(address, Shifted(Widened(masked(register, 0xFC)), "left", 8)),
        put(wide, either(Bits(Read(register), 1, "any"), 64, 32)),
        put(tall, either(Bits(Read(register), 2, "any"), 64, 32)),
    )
    return program, (
        f"Write a routine that decodes the tilemap shadow {register.address}: its upper six bits times $400 (that is, the byte without bits 0 and 1, times 256) go to the word {address.address}; {wide.address} becomes 64 if bit 0 is set, else 32; {tall.address} becomes 64 if bit 1 is set, else 32.",
        f"How do I read a BG1SC value? Byte {register.address}. VRAM word address = (b & $FC) << 8 -> word {address.address}. Width byte {wide.address} = b & 1 ? 64 : 32; height byte {tall.address} = b & 2 ? 64 : 32.",
        f"word[{address.address}] = (b & $FC) << 8; byte[{wide.address}] = 32 + 32 * (b & 1); byte[{tall.address}] = 32 + 32 * (b >> 1 & 1); b = byte[{register.address}].",
        f"A generic map drawer has to know where and how big the layer is. From the register copy in {register.address} (aaaaaayx) get the word address ({address.address}: a, followed by ten zeros) and the cells across ({wide.address}; x chooses 32 or 64) and down ({tall.address}; y chooses).",
    )


def claim_channel(draw: Drawer) -> Made:
    enabled, status, mask = draw.variable(8), draw.variable(8), draw.variable(8)
    working = Algorithms(draw)
    free = working.own("free")
    lowest = masked(free, Unary("negate", Read(free)))
    program = (
        put(free, Unary("not", Read(enabled))),
        put(mask, lowest),
        put(enabled, joined(enabled, mask)),
        put(status, either(check(mask, "==", 0), 0xFF, 0)),
    )
    return program, (
        f"Write a routine that claims a DMA channel: the lowest bit that is clear in {enabled.address} is set there and stored as a mask at {mask.address}; {status.address} becomes 0. If all are set, the mask is 0 and {status.address} becomes $FF.",
        f"How do I take the first unused HDMA channel? Used channels: bits of byte {enabled.address}. Lowest 0 bit -> mask byte {mask.address}, and set it in {enabled.address}. Status byte {status.address}: 0 done, $FF none free (mask 0).",
        f"m = ~e & -(~e); byte[{mask.address}] = m; e |= m; byte[{status.address}] = m ? 0 : $FF; e = byte[{enabled.address}], 8 bits.",
        f"Effects in my game share the eight channels, one bit each in {enabled.address}. A new effect asks for one: give it the lowest that is free, as a mask in {mask.address}, mark it as taken, status 0 in {status.address}. With none left: mask 0, status $FF.",
    )


def release_channels(draw: Drawer) -> Made:
    owners = draw.array(8, 8)
    enabled, owner = draw.variable(8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    mine = check(Here(owners), "==", owner)
    program = (
        put(bit, 1),
        Each(
            (owners,),
            (
                when(mine, put(Here(owners), 0xFF), put(enabled, masked(enabled, Unary("not", Read(bit))))),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that frees the channels of one effect: the 8 bytes at {owners.address} say who owns channel 0 to 7. Where that is the byte {owner.address}, it becomes $FF and the channel's bit (1 << number) of {enabled.address} is cleared.",
        f"How do I release all DMA channels of an owner? Owner table {owners.address} (8 bytes), enable mask {enabled.address}, owner id {owner.address}. Match at n: table[n] = $FF, mask bit n off.",
        f"for n < 8: if byte[{owners.address} + n] == byte[{owner.address}]: byte[{owners.address} + n] = $FF, byte[{enabled.address}] &= ~(1 << n).",
        f"When an HDMA effect ends it gives back whatever it held. {owners.address} lists the owner of each of eight channels, {enabled.address} is my HDMAEN shadow, {owner.address} the effect's number. Unowned is $FF.",
    )


def dirty_rows(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(8, 16, 28, 32))
    first, last = draw.variable(8), draw.variable(8)
    program = (
        put(first, Position(rows, check(Here(rows), "!=", 0), 0xFF)),
        put(last, Position(rows, check(Here(rows), "!=", 0), 0xFF, True)),
    )
    return program, (
        f"Write a routine that finds which rows of the screen must be sent: of the {rows.length} flag bytes at {rows.address} the number of the first that isn't 0 goes to {first.address}, that of the last to {last.address}; $FF in both if all are 0.",
        f"How do I get the range of dirty rows? {rows.length} bytes from {rows.address}, non-zero = dirty. First index -> {first.address}, last index -> {last.address}, none: $FF each.",
        f"byte[{first.address}] = min, byte[{last.address}] = max of {{i < {rows.length}: byte[{rows.address} + i] != 0}}; $FF if empty.",
        f"Each of the {rows.length} text rows has a byte from {rows.address} that is raised when something was written to it. To upload one strip only, tell me the topmost ({first.address}) and lowest ({last.address}) changed row, or $FF and $FF when nothing changed.",
    )


def mark_rows(draw: Drawer) -> Made:
    count, high = draw.one(16, 24, 28, 32), draw.rng.randrange(2, 6)
    rows, top, mark = draw.array(8, count), draw.variable(8, below=count - high + 1), draw.rng.randrange(1, 256)
    program = tuple(
        put(at(rows, plus(top, n) if n else top), joined(at(rows, plus(top, n) if n else top), mark))
        for n in range(high)
    )
    return program, (
        f"Write a routine that marks {high} rows as changed: the bits ${mark:02X} are set in the bytes number byte[{top.address}] to byte[{top.address}] + {high - 1} of the {count} at {rows.address}. The first number is at most {count - high}.",
        f"How do I flag a window of {high} text rows for upload? Row flags: {count} bytes at {rows.address}. Top row: byte {top.address} (0..{count - high}). OR ${mark:02X} into {high} bytes.",
        f"for k < {high}: byte[{rows.address} + byte[{top.address}] + k] |= ${mark:02X}; top <= {count - high}.",
        f"A message box is {high} rows high and was just drawn with its top at row {top.address} (never below row {count - high}). Note it in my table of {count} row bytes ({rows.address}): mask ${mark:02X} on for each row of the box, other bits untouched.",
    )


def any_upload_large(draw: Drawer) -> Made:
    [sizes] = laid_out(draw, draw.one(4, 6, 8, 12), draw.one(2, 4, 6, 8), ("transfer size", 0, 16))
    limit, result = draw.one(0x200, 0x400, 0x800, 0x1000), draw.variable(8)
    large = either(check(result, ">", 0), 1, 0)
    program = (
        put(result, Count(sizes, Either(check(Here(sizes), ">", limit), check(Here(sizes), "==", 0)))),
        put(result, large),
    )
    count, step = sizes.length, sizes.step
    apart = f"{step} bytes apart" if step > 2 else "one behind the other"
    return program, (
        f"Write a routine that checks {count} transfer sizes (words, {apart}, the first at {sizes.address}): {result.address} becomes 1 if any is 0 or greater than ${limit:04X}, else 0.",
        f"How do I reject a bad DMA list? Sizes are {count} words from {sizes.address}, {apart}. A size of 0 would send 64 KB; more than ${limit:04X} takes too long. Byte {result.address}: 1 = at least one is bad, 0 = all fine.",
        f"byte[{result.address}] = any w in sizes: w == 0 or w > ${limit:04X} ? 1 : 0; sizes = word[{sizes.address} + {step}i], i < {count}.",
        f"Before NMI runs my list of {count} uploads I want a safety check. Length words lie at {sizes.address} ({apart}); allowed is 1 to {limit}. Write 0 to {result.address} if all of them are in order and 1 otherwise.",
    )


def blank_lines_left(draw: Drawer) -> Made:
    line, left = draw.variable(16, below=262), draw.variable(16)
    last = draw.one(225, 240)
    program = (put(left, either(check(line, "<", last), Number(0, 16), minus(261, line))),)
    return program, (
        f"Write a routine that tells how many lines of vertical blank remain: for the line word {line.address} (0 to 261), {left.address} (word) becomes 0 if it is below {last}, else 261 minus the line.",
        f"How do I know how much vblank is left? Scanline word {line.address} < 262. Visible (< {last}): word {left.address} = 0; otherwise 261 - line.",
        f"word[{left.address}] = l < {last} ? 0 : 261 - l; l = word[{line.address}] < 262.",
        f"I latched the V counter to {line.address} (16-bit, 0..261). Blanking starts at line {last}, and 261 is the last one. The number of lines still to come in the blank goes to {left.address}, 16-bit; while the picture is drawn that is 0.",
    )


def credit_lines(draw: Drawer) -> Made:
    lines, size = draw.variable(8), draw.variable(16)
    each, limit = draw.one(165, 160, 128), draw.one(0x1000, 0x1800, 0x2000)
    made = Binary("min", Product(Read(lines), Number(each)), Number(limit, 16))
    return (put(size, made),), (
        f"Write a routine that turns blank lines into a byte budget: {each} times the byte {lines.address}, but at most ${limit:04X}, stored at the word {size.address}.",
        f"How much DMA fits in byte[{lines.address}] lines? {each} bytes a line, capped at ${limit:04X}. Result: word {size.address}.",
        f"word[{size.address}] = min({each} * byte[{lines.address}], ${limit:04X}).",
        f"By my measurements a scanline of blank is enough for {each} bytes. {lines.address} lines are left; fill in how many bytes I may send ({size.address}, two bytes), never more than {limit}.",
    )


def tile_slot_of(draw: Drawer) -> Made:
    slots, wanted = draw.array(16, draw.one(8, 16, 24)), draw.variable(16)
    address, base = draw.variable(16), draw.one(0x4000, 0x5000, 0x6000)
    size = draw.one(4, 5, 6)
    working = Algorithms(draw)
    slot = working.own("slot")
    program = (
        put(slot, Position(slots, check(Here(slots), "==", wanted), 0xFF)),
        If(
            check(slot, "==", 0xFF),
            (put(address, 0),),
            (put(address, plus(Shifted(Widened(Read(slot)), "left", size), base)),),
        ),
    )
    return program, (
        f"Write a routine that looks up cached graphics: which of the {slots.length} words at {slots.address} equals the word {wanted.address}? For the first such index i, ${base:04X} + {1 << size} * i goes to the word {address.address}; if there is none, 0.",
        f"How do I find out whether a tile is already in VRAM? Cache list: {slots.length} words at {slots.address}; tile id word {wanted.address}. Hit at index i (first): word {address.address} = ${base:04X} + i * {1 << size}; miss: 0.",
        f"i = first index < {slots.length} with word[{slots.address} + 2i] == word[{wanted.address}]; word[{address.address}] = i found ? ${base:04X} + {1 << size}i : 0.",
        f"My streaming engine keeps {slots.length} graphics in VRAM, {1 << size} words each from ${base:04X}. What lies in which place is told by the ids at {slots.address} (words). For the id in {wanted.address} give the VRAM word address at {address.address}, 0 meaning not loaded (lowest place if it is there twice).",
    )


def some_row_due(draw: Drawer) -> Made:
    flags, request = draw.array(8, draw.one(4, 8, 12, 16)), draw.variable(8)
    bit = draw.rng.randrange(8)
    program = (
        If(
            Some(flags, Bits(Read(Here(flags)), 1 << bit, "any")),
            (put(request, joined(request, 0x80)),),
            (put(request, masked(request, 0x7F)),),
        ),
    )
    return program, (
        f"Write a routine that sets bit 7 of {request.address} if bit {bit} is set in any of the {flags.length} bytes at {flags.address}, and clears bit 7 otherwise; its other bits stay.",
        f"How do I raise an upload request when at least one row needs it? Row flags {flags.address}, {flags.length} bytes, mask ${1 << bit:02X}. Bit $80 of byte {request.address} on or off accordingly.",
        f"byte[{request.address}] = (byte[{request.address}] & $7F) | (any(byte[{flags.address} + i] & ${1 << bit:02X}, i < {flags.length}) ? $80 : 0).",
        f"NMI looks at the top bit of {request.address} to see whether map rows are to be sent. Each of {flags.length} rows says so with mask ${1 << bit:02X} in its byte from {flags.address} on. Bring the top bit up to date.",
    )


def saturating_upload_level(draw: Drawer) -> Made:
    asked, level, step = draw.variable(16), draw.variable(16), draw.one(0x10, 0x20, 0x40, 0x80)
    limit = draw.one(0x400, 0x800, 0x1000)
    program = (
        If(
            check(asked, ">", level),
            (put(level, Saturating("add", Read(level), Number(step, 16), limit)),),
            (put(level, Saturating("subtract", Read(level), Number(step, 16), step)),),
        ),
    )
    return program, (
        f"Write a routine that adapts a transfer limit: if the word {asked.address} is greater than the word {level.address}, that one grows by ${step:X}, to at most ${limit:04X}; otherwise it shrinks by ${step:X}, to no less than ${step:X}.",
        f"How do I let the DMA chunk size follow demand? chunk = word {level.address}, demand = word {asked.address}. demand > chunk: chunk = min(chunk + ${step:X}, ${limit:04X}); else chunk = max(chunk - ${step:X}, ${step:X}). Neither wraps.",
        f"l = word[{level.address}]; word[{level.address}] = word[{asked.address}] > l ? min(l + ${step:X}, ${limit:04X}) : max(l - ${step:X}, ${step:X}); unsigned, no wrap.",
        f"My loader tunes itself. More asked for ({asked.address}) than is allowed now ({level.address}), both words: raise the allowance by {step}, but not above {limit}. Else lower it by {step}, never under {step}.",
    )


RECIPES = (
    queue_upload,
    cancel_target,
    bytes_waiting,
    grant_transfer,
    split_transfer,
    wrap_ring_address,
    screen_of_tile,
    tall_screen_cell,
    character_base,
    map_register,
    map_address_back,
    claim_channel,
    release_channels,
    dirty_rows,
    mark_rows,
    any_upload_large,
    blank_lines_left,
    credit_lines,
    tile_slot_of,
    some_row_due,
    saturating_upload_level,
)
