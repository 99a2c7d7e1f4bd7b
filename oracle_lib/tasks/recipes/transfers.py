"""Transfers in VBlank: queues of jobs, their order and cost, what a DMA channel and the VRAM port are told."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Between,
    Binary,
    Bits,
    Both,
    Each,
    Extreme,
    Fold,
    Half,
    Here,
    If,
    Number,
    Product,
    Read,
    Shifted,
    Statement,
    Stop,
    Swap,
    Switch,
    Table,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.layouts import laid_out
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
    toggled,
    when,
)

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _jobs(draw: Drawer, count: int) -> tuple[Array, Array, Array]:
    """A queue of transfers: source offset, size in bytes and VRAM word address, three words a record."""
    source, size_, target = laid_out(draw, count, 6, ("job source", 0, 16), ("job size", 2, 16), ("job target", 4, 16))
    return source, size_, target


def retarget_jobs(draw: Drawer) -> Made:
    count = draw.one(3, 4, 6, 8, 10)
    source, _, target = _jobs(draw, count)
    low = draw.rng.randrange(1, 7) * 0x1000
    delta = draw.one(0x0400, 0x0800, 0x1000)
    moved = draw.variable(8)
    program = (
        put(moved, 0),
        Each(
            (target,),
            (
                when(
                    Between(Read(Here(target)), low, low + 0x7FF),
                    put(Here(target), plus(Here(target), delta)),
                    more(moved),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that redirects waiting uploads to the other screen buffer: in {count} jobs of three words at {source.address} (source, size, VRAM address) every VRAM address from ${low:04X} to ${low + 0x7FF:04X} is raised by ${delta:04X}. {moved.address} gets the number of jobs that were changed.",
        f"How do I move all queued tilemap uploads by ${delta:04X} words? Queue {source.address}, {count} entries, 6 bytes each, VRAM address in the last word. Only ${low:04X}-${low + 0x7FF:04X}. Count of them to {moved.address}.",
        f"for i < {count}: v = word[{source.address} + 6i + 4]; if ${low:04X} <= v <= ${low + 0x7FF:04X}: v += ${delta:04X}; byte[{moved.address}] = number changed.",
        f"I flip between two maps in VRAM, the first at ${low:04X} ($800 words), the second ${delta:04X} further up. Jobs that were queued for the first must go to the second: fix the VRAM words (offset 4) of all {count} six-byte records from {source.address}, and report in {moved.address} how many it were.",
    )


def time_of_queue(draw: Drawer) -> Made:
    count = draw.one(3, 4, 6, 8, 10)
    source, sizes, _ = _jobs(draw, count)
    total, overhead = draw.variable(16), draw.one(8, 16, 24, 32, 40)
    term = plus(Here(sizes), overhead)
    program = (put(total, Fold("sum", sizes, term, check(Here(sizes), "!=", 0))),)
    return program, (
        f"Write a routine that estimates what a DMA queue costs: for each of {count} records at {source.address} (three words: source, size, VRAM address) whose size isn't 0, size + {overhead} is added up; the sum, modulo 65536, goes to the word {total.address}.",
        f"How long will my transfers take? {count} descriptors of 6 bytes from {source.address}, size is the second word; a used one (size > 0) costs size + {overhead}. Total, 16 bits, to {total.address}.",
        f"word[{total.address}] = sum of (size + {overhead}) over the jobs with size != 0; {count} jobs (src, size, vram: words) at {source.address}.",
        f"Each upload costs its bytes plus about {overhead} for setting the registers up; blank records (size zero) cost nothing. What do the {count} six-byte jobs from {source.address} on, size at offset 2, come to? To {total.address}, two bytes; overflow may wrap.",
    )


def flip_screen_buffers(draw: Drawer) -> Made:
    base, register = draw.variable(16), draw.variable(8)
    bit = draw.one(0x0400, 0x0800, 0x1000)
    layout = draw.rng.randrange(4)
    page = masked(Half(Read(base), True), 0x7C)
    program = (
        put(base, toggled(base, bit)),
        put(register, joined(page, layout) if layout else page),
    )
    shape = ("32x32", "64x32", "32x64", "64x64")[layout]
    return program, (
        f"Write a routine that switches between two tilemaps: bit mask ${bit:04X} of the word {base.address} (a VRAM word address) is inverted, and {register.address}, the copy of the BGnSC register, gets bits 10 to 14 of the new address in its bits 2 to 6 and the size code {layout} ({shape}) in bits 0 and 1; bit 7 is 0.",
        f"How do I double-buffer a tilemap? Drawn map's VRAM word address: {base.address}; other map = address ^ ${bit:04X}. Then BGnSC mirror {register.address} for the new address, {shape} screens, bit 7 clear.",
        f"word[{base.address}] ^= ${bit:04X}; byte[{register.address}] = ((word[{base.address}] >> 8) & $7C) | {layout}.",
        f"Every frame I draw into the map that isn't shown, then swap. The VRAM word address is kept in {base.address}: toggle ${bit:04X} in it. The PPU shall show that map, so make the value for its map register ({shape} tiles) in {register.address}; the address's bit 15 doesn't count.",
    )


def transfer_setup_by_kind(draw: Drawer) -> Made:
    kind, mode, port = draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    order = draw.rng.sample((("VRAM", 0x01, 0x18), ("CGRAM", 0x00, 0x22), ("OAM", 0x00, 0x04), ("WRAM", 0x00, 0x80)), 4)
    fixed = draw.maybe(0.4)
    extra = 8 if fixed else 0
    modes = Table("TransferModes", "transfer mode", tuple(one[1] | extra for one in order))
    ports = Table("TransferPorts", "transfer port", tuple(one[2] for one in order))
    names = ", ".join(f"{n} {one[0]}" for n, one in enumerate(order))
    facts = ", ".join(f"{one[0]} mode ${one[1] | extra:02X} port ${one[2]:02X}" for one in order)
    how = "a fixed source" if fixed else "a rising source"
    return (put(mode, at(modes, kind)), put(port, at(ports, kind))), (
        f"Write a routine that picks the DMA settings for a kind of memory: {kind.address} is {names} (never more). The DMAPn value goes to {mode.address}, the low byte of the B-bus register to {port.address}: {facts}.",
        f"Which DMAP/BBAD for which target? Kind byte {kind.address} (0-3: {names}); CPU to PPU, {how}; VRAM by register pair $2118/$2119, CGRAM $2122, OAM $2104, WRAM $2180, each of the last three written one byte at a time. DMAP -> {mode.address}, BBAD -> {port.address}.",
        f"k = byte[{kind.address}] < 4 ({names}): byte[{mode.address}], byte[{port.address}] = DMAP, BBAD; {facts}.",
        f"One loader serves all memories of my engine. It's told the kind in {kind.address}: {names}. Look up both bytes for the channel, DMAP into {mode.address} and BBAD into {port.address}: {facts}.",
    )


def palette_line_to_send(draw: Drawer) -> Made:
    dirty, source, color = draw.variable(8), draw.variable(16), draw.variable(8)
    base = draw.rng.randrange(0x20, 0x60) * 0x100
    sprites = draw.maybe(0.5)
    start = 128 if sprites else 0
    working = Algorithms(draw)
    number, rest = working.own("number"), working.own("rest")
    first = Shifted(Read(number), "left", 4)
    prepare = (
        put(number, 0),
        put(rest, dirty),
        While(Bits(Read(rest), 1, "none"), (put(rest, Shifted(Read(rest), "right", 1)), more(number))),
        put(dirty, masked(dirty, minus(dirty, 1))),
        put(source, plus(Shifted(Widened(Read(number)), "left", 5), base)),
        put(color, plus(first, start) if start else first),
    )
    program = (when(check(dirty, "!=", 0), *prepare),)
    which = "sprite" if sprites else "background"
    return program, (
        f"Write a routine that prepares the upload of one changed {which} palette: {dirty.address} has bit n set if palette n (0 to 7) has changed. If it is 0 nothing happens. Otherwise take the lowest set bit n and clear it; the word {source.address} becomes ${base:04X} + 32 * n, and {color.address} becomes {start} + 16 * n.",
        f"How do I send one dirty {which} palette per frame? Dirty mask {dirty.address} (bit n = palette n); lowest first; clear its bit. Source offset ${base:04X} + 32n -> word {source.address}; CGRAM index {start} + 16n -> byte {color.address}. Clean: leave all alone.",
        f"d = byte[{dirty.address}]; if d: n = lowest set bit's number; clear it; word[{source.address}] = ${base:04X} + 32n; byte[{color.address}] = {start} + 16n.",
        f"My palette copy in WRAM begins at offset ${base:04X}, 16 colours a line, two bytes a colour. Lines that were edited have their bit in {dirty.address}. Choose the lowest of them, strike it off, and fill in where the DMA reads (word {source.address}) and which colour of CGRAM it starts with ({color.address}; {which} palettes begin at colour {start}). If no line was edited, change nothing.",
    )


def queue_or_replace(draw: Drawer) -> Made:
    count = draw.one(3, 4, 6, 8)
    source, _, target = _jobs(draw, count)
    new_source, new_target, used = draw.variable(16), draw.variable(16), draw.variable(8, below=count + 1)
    place = replace(Algorithms(draw).own("place"), below=count + 1)
    search = While(
        Both(
            check(place, "<", used), check(at(target, Binary("min", Read(place), Number(count - 1))), "!=", new_target)
        ),
        (more(place),),
    )
    program = (
        put(place, 0),
        search,
        when(check(place, "==", count), Stop()),
        put(at(source, place), new_source),
        put(at(target, place), new_target),
        when(check(place, "==", used), more(used)),
    )
    return program, (
        f"Write a routine that queues a transfer unless its target is already queued: the list at {source.address} has room for {count} records of 6 bytes (word source, word size, word VRAM address), of which the first byte[{used.address}] are in use (0 to {count}). If one of these has the VRAM address word[{new_target.address}], the first such record gets the source word[{new_source.address}]. Otherwise a record with this source and target is appended and the count rises; if the list is full nothing happens. Sizes are never written.",
        f"How do I avoid queuing the same VRAM address twice? Queue {source.address}: {count} x (src, size, vram), used entries {used.address} (<= {count}). New: source word {new_source.address}, vram word {new_target.address}. Found among the used: replace its source. Not found: append (src and vram only) and count + 1; full: drop.",
        f"n = byte[{used.address}] <= {count}; i = first i < n with q[i].vram == word[{new_target.address}], else n; if i < {count}: q[i].src = word[{new_source.address}], q[i].vram = word[{new_target.address}]; if i == n: n += 1. q: 6-byte records (src, size, vram) at {source.address}; size stays.",
        f"When a door opens twice in one frame, its tiles needn't be sent twice. Requests come as a source ({new_source.address}) and a VRAM address ({new_target.address}), both words. My queue at {source.address} holds up to {count} jobs, source at 0, size at 2 and VRAM address at 4 of six bytes; {used.address} of them wait, at most {count}. An older job for the same address just reads from the new source; else the request goes to the end, if there's still a place. The size was set when the game started, don't write it.",
    )


def column_or_row_mode(draw: Drawer) -> Made:
    flag, mode, step = draw.variable(8), draw.variable(8), draw.variable(16)
    mask = draw.one(0x80, 1, 2, 0x40)
    column = Bits(Read(flag), mask, "any")
    program = (If(column, (put(mode, 0x81), put(step, 32)), (put(mode, 0x80), put(step, 1))),)
    return program, (
        f"Write a routine that selects the VRAM increment for a strip of tiles: if mask ${mask:02X} of {flag.address} is set it is a column, then {mode.address} (for VMAIN) becomes $81 and the word {step.address} 32; else it is a row, $80 and 1.",
        f"How do I choose VMAIN for rows or columns? Bit ${mask:02X} in byte {flag.address} set = column. Increment after the high byte, by 32 for columns, 1 for rows: VMAIN value to {mode.address}, the increment as a word to {step.address}.",
        f"column = byte[{flag.address}] & ${mask:02X}; byte[{mode.address}] = column ? $81 : $80; word[{step.address}] = column ? 32 : 1.",
        f"Strips at the left or right edge go down the map, those at the top or bottom across. The strip's header byte {flag.address} tells by bit {mask.bit_length() - 1}: on means down. $2115 wants $81 then (word access, step 32), otherwise $80 (step 1). Value to {mode.address}, step to {step.address} (16 bits).",
    )


def wram_port_address(draw: Drawer) -> Made:
    offset, bank = draw.variable(16), draw.variable(8)
    low, middle, high = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(low, Half(Read(offset), False)),
        put(middle, Half(Read(offset), True)),
        put(high, masked(bank, 1)),
    )
    return program, (
        f"Write a routine that prepares the three address bytes for $2181 to $2183 from a WRAM address: offset in the word {offset.address}, bank $7E or $7F in the byte {bank.address}. $2181's value goes to {low.address}, $2182's to {middle.address}, and to {high.address} bit 0 of the bank.",
        f"How do I turn $7E/$7F:xxxx into WMADDL, WMADDM, WMADDH? Offset word {offset.address}, bank byte {bank.address}; results to {low.address}, {middle.address} and {high.address} (the last: bank's bit 0, nothing else).",
        f"WMADDL, WMADDM, WMADDH = byte[{low.address}], byte[{middle.address}], byte[{high.address}] for the address bank byte[{bank.address}], offset word[{offset.address}]; WMADDH = bank & 1.",
        f"The WRAM port takes 17 address bits. Mine come as a 16-bit offset at {offset.address} and the bank in {bank.address}. Split them for the NMI: lowest byte to {low.address}, the next to {middle.address}, the one bit that tells $7F from $7E to {high.address}.",
    )


def rectangle_bytes(draw: Drawer) -> Made:
    columns, rows, total = draw.variable(8), draw.variable(8), draw.variable(16)
    limit = draw.one(0x0400, 0x0600, 0x0800, 0x1000)
    wide = Shifted(Product(Read(columns), Read(rows)), "left", 1)
    small = draw.rng.randrange(0x30, 0x80)
    program = (
        If(
            Both(check(columns, "<", small), check(rows, "<", small)),
            (put(total, Binary("min", wide, Number(limit, 16))),),
            (put(total, limit),),
        ),
    )
    return program, (
        f"Write a routine that computes how many bytes a rectangle of tile words takes: 2 * columns * rows with the bytes {columns.address} and {rows.address}, but at most {limit}. If one of the two is {small} or more it is {limit} without computing. Word {total.address}.",
        f"Upload size of a w x h tilemap rectangle? w {columns.address}, h {rows.address} (bytes), two bytes a tile, capped at ${limit:04X}; w or h >= {small}: ${limit:04X} outright. To word {total.address}.",
        f"word[{total.address}] = (w < {small} && h < {small}) ? min(2 * w * h, {limit}) : {limit}; w = byte[{columns.address}], h = byte[{rows.address}].",
        f"A text window of {columns.address} by {rows.address} tiles is sent to the tilemap, a word per tile. How many bytes? My buffer ends after {limit}, so no more than that, and a side of {small} or above counts as full right away. Answer in two bytes at {total.address}.",
    )


def choose_upload_by_time(draw: Drawer) -> Made:
    flags, budget, job = draw.variable(8), draw.variable(16), draw.variable(8)
    costs = sorted((draw.rng.randrange(2, 40) * 64 for _ in range(3)), reverse=True)
    while len(set(costs)) < 3:
        costs = sorted((draw.rng.randrange(2, 40) * 64 for _ in range(3)), reverse=True)
    names = draw.one(("tiles", "sprites", "colours"), ("the map", "the font", "the palette"))
    program: tuple[Statement, ...] = (put(job, 0),)
    for n, cost in reversed(tuple(enumerate(costs))):
        program = (
            If(
                Both(Bits(Read(flags), 1 << n, "any"), check(budget, ">=", cost)),
                (put(job, n + 1), less(budget, cost), put(flags, masked(flags, 0xFF ^ (1 << n)))),
                program,
            ),
        )
    told = ", ".join(f"bit {n} {name} ({cost} bytes)" for n, (name, cost) in enumerate(zip(names, costs, strict=True)))
    return program, (
        f"Write a routine that chooses one upload that still fits into the frame. {flags.address} has the wishes: {told}; {budget.address} is the number of bytes left (word). The lowest-numbered wish that is set and whose size is not above what is left is taken: {job.address} becomes its bit number plus 1, its size is taken from {budget.address}, its bit is cleared. If none fits {job.address} becomes 0.",
        f"Which pending transfer fits? Wishes {flags.address}: {told}. Room: word {budget.address}. First wish, from bit 0, with size <= room: job byte {job.address} = bit + 1, room -= size, bit off. Nothing: job 0.",
        f"for bit, size in {[(n, cost) for n, cost in enumerate(costs)]}: if byte[{flags.address}] has the bit and size <= word[{budget.address}]: byte[{job.address}] = bit + 1; word[{budget.address}] -= size; clear the bit; done. Otherwise byte[{job.address}] = 0.",
        f"VBlank has {budget.address} bytes of DMA left (16 bits). Waiting may be, in order of importance, {told}, all in {flags.address}. I do one per call, the most important of those that fit, numbered from 1 in {job.address} (0 when no waiting one fits). Pay for it from the remaining bytes and strike the wish off.",
    )


def even_length(draw: Drawer) -> Made:
    length, words, odd = draw.variable(16), draw.variable(16), draw.variable(8)
    limit = draw.one(0x2000, 0x4000, 0x8000)
    capped = draw.maybe(0.5)
    made = Shifted(plus(length, 1), "right", 1)
    value_ = Binary("min", made, Number(limit, 16)) if capped else made
    program = (put(odd, masked(Half(Read(length), False), 1)), put(words, value_))
    cap = f", but at most ${limit:04X}" if capped else ""
    return program, (
        f"Write a routine that converts a length in bytes (word {length.address}) to VRAM words: (length + 1) modulo 65536, divided by 2 and rounded down{cap}, to the word {words.address}; {odd.address} becomes 1 if the length was odd, else 0.",
        f"How many VRAM words do n bytes fill? n = word {length.address}; an odd byte takes a whole word. (n + 1) / 2 with a 16-bit sum{cap}, to word {words.address}; byte {odd.address} = n & 1.",
        f"word[{words.address}] = ((word[{length.address}] + 1) & $FFFF) >> 1{cap}; byte[{odd.address}] = word[{length.address}] & 1.",
        f"My graphics come in any number of bytes ({length.address}, 16 bits), VRAM is counted in words. Round up to whole ones (the sum wraps at 65536){cap}: {words.address}. And say in {odd.address} whether a byte of padding is needed (1) or not (0).",
    )


def largest_job_first(draw: Drawer) -> Made:
    source, sizes, target = draw.slots(16, 16, 16)
    best = replace(Algorithms(draw).own("best"), below=sizes.length)
    largest = draw.maybe(0.7)
    program: tuple[Statement, ...] = (
        put(best, Extreme("max" if largest else "min", sizes, True)),
        *(Swap(at(field, 0), at(field, best)) for field in (source, sizes, target)),
    )
    which = "largest" if largest else "smallest"
    count = sizes.length
    lists = f"sources {source.address}, sizes {sizes.address}, VRAM addresses {target.address}"
    return program, (
        f"Write a routine that brings the {which} job to the front of a DMA queue kept in three lists of {count} words ({lists}): find the job with the {which} size (unsigned, of equals the first) and let it and job 0 change places in all three.",
        f"How do I put the {which} upload first? {count} jobs in parallel word arrays: {lists}. Swap that job with number 0; first one on ties.",
        f"i = arg{'max' if largest else 'min'} size[i] (first of equals), i < {count}; swap entries 0 and i of each list; words; {lists}.",
        f"The {which} transfer should start while there is the most time. My {count} jobs are spread over three word lists: {lists}. Pick it out and exchange it with whatever stands at the head, everywhere. Should several be that size, the earliest is meant.",
    )


def clear_vram_request(draw: Drawer) -> Made:
    request, fill, target, length = draw.variable(8, below=4), draw.variable(16), draw.variable(16), draw.variable(16)
    mode = draw.variable(8)
    areas = draw.rng.sample(
        ((0x0000, 0x8000), (0x2000, 0x4000), (0x5000, 0x0800), (0x6000, 0x1000), (0x7000, 0x2000)), 3
    )
    tile = draw.one(0, 0x2000, 0x01FF)
    cases = tuple(
        (n + 1, (put(target, start), put(length, long_), put(mode, 0x09), put(fill, tile), put(request, 0)))
        for n, (start, long_) in enumerate(areas)
    )
    told = ", ".join(f"{n + 1}: VRAM ${start:04X}, ${long_:04X} bytes" for n, (start, long_) in enumerate(areas))
    return (Switch(Read(request), cases),), (
        f"Write a routine that turns a clear request into a fixed-source DMA. By the byte {request.address} - {told} - it sets the word {target.address} to the VRAM address, the word {length.address} to the number of bytes, {mode.address} to $09 and the fill word {fill.address} to ${tile:04X}, and then the request to 0. It is never above 3; at 0 nothing is written.",
        f"How do I queue a VRAM wipe? Request byte {request.address} ({told}). Address -> {target.address}, byte count -> {length.address}, fill ${tile:04X} -> {fill.address} (words), DMAP $09 -> {mode.address}; request handled: 0. Request is 0 to 3; 0: do nothing.",
        f"switch byte[{request.address}] ({told}): word[{target.address}] = address; word[{length.address}] = bytes; byte[{mode.address}] = $09; word[{fill.address}] = ${tile:04X}; byte[{request.address}] = 0; values 0..3, 0 does nothing.",
        f"Other code asks for blank screen areas through {request.address}. {told}; 0 is no request, and more than 3 doesn't occur. For a request set the job up: VRAM address in {target.address}, size in {length.address}, both words, DMA mode byte $09 (two registers, fixed source) in {mode.address}, the blank tile ${tile:04X} in the word {fill.address}; acknowledge with a 0.",
    )


RECIPES = (
    retarget_jobs,
    time_of_queue,
    flip_screen_buffers,
    transfer_setup_by_kind,
    palette_line_to_send,
    queue_or_replace,
    column_or_row_mode,
    wram_port_address,
    rectangle_bytes,
    choose_upload_by_time,
    even_length,
    largest_job_first,
    clear_vram_request,
)
