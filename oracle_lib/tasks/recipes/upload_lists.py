"""Upload queues and slots of VRAM: entries made, merged, trimmed, ordered and answered for."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Both,
    Each,
    Here,
    If,
    Index,
    Joined,
    Number,
    Read,
    Report,
    Reverse,
    Scaled,
    Shifted,
    Stop,
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
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "OAM and DMA"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _jobs(draw: Drawer, count: int) -> tuple[Array, Array, Array]:
    """Records of a queue: source, VRAM target and length, a word each."""
    source, target, length = laid_out(
        draw, count, 6, ("job source", 0, 16), ("job target", 2, 16), ("job length", 4, 16)
    )
    return source, target, length


def extend_last_job(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    _, targets, lengths = _jobs(draw, count)
    used, target, length = draw.variable(8, below=count + 1), draw.variable(16), draw.variable(16, below=0x1000)
    last = replace(Algorithms(draw).own("last"), below=count)
    program = (
        when(
            check(used, "!=", 0),
            put(last, minus(used, 1)),
            when(
                check(plus(at(targets, last), Shifted(Read(at(lengths, last)), "right", 1)), "==", target),
                more(at(lengths, last), length),
                Stop(),
            ),
        ),
        when(check(used, ">=", count), Stop()),
        put(at(targets, used), target),
        put(at(lengths, used), length),
        more(used),
    )
    base = targets.address + -2
    return program, (
        f"Queue a VRAM write of word[{length.address}] bytes (below $1000) to the word address word[{target.address}], joining it with the last job if it follows directly: jobs are 6 bytes at {base} (source, VRAM target, byte length, words), byte[{used.address}] of {count} are in use. If the last one's target plus half its length (rounded down) is the new target, only add to its length. Otherwise append target and length, unless the queue is full. The source is not touched.",
        f"n = byte[{used.address}] <= {count}; if n and q[n-1].t + q[n-1].l / 2 == T: q[n-1].l += L; else if n < {count}: q[n].t = T, q[n].l = L, ++n. q: 6-byte records {base} (s, t, l words); T word {target.address}, L word {length.address} < $1000. 16 bits.",
        f"Coalescing queue: records s/t/l at {base}, level {used.address} (0-{count}); new target {target.address}, length {length.address} (bytes, < $1000). t_last + l_last >> 1 == T: grow last; else push (drop if full). Leave s alone.",
        f"My map writer sends many small pieces that lie one behind the other. A job in the list at {base} has six bytes: source, VRAM word address, number of bytes. {used.address} jobs wait, at most {count}. The piece at hand goes to VRAM address {target.address} and has {length.address} bytes (both words, the latter under 4096). Should it begin exactly where the last job ends (two bytes a VRAM word, an odd byte ignored) lengthen that job; otherwise enter target and length in a new one, or forget it when there is no room. Sources are filled in elsewhere.",
    )


def drop_covered_jobs(draw: Drawer) -> Made:
    count = draw.one(4, 6, 8)
    _, targets, lengths = _jobs(draw, count)
    target, words, dropped = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(dropped, 0),
        Each(
            (targets, lengths),
            (
                when(
                    Both(check(Here(lengths), "!=", 0), check(minus(Here(targets), target), "<", words)),
                    put(Here(lengths), 0),
                    more(dropped),
                ),
            ),
        ),
    )
    base = targets.address + -2
    return program, (
        f"Cancel outdated uploads: of the {count} jobs at {base} (6 bytes each: source, target, length, words), those with a nonzero length whose target is 0 to word[{words.address}] - 1 above word[{target.address}] (modulo 65,536) get length 0. Count them in {dropped.address}.",
        f"{count} jobs {base} (s, t, l): l != 0 and (t - word[{target.address}]) & $FFFF < word[{words.address}] -> l = 0; how many -> {dropped.address}.",
        f"n = 0; for j in {count} records of three words at {base}: if j.l and j.t - T < W (16-bit unsigned): j.l = 0, ++n. T word {target.address}, W word {words.address}, n -> byte {dropped.address}.",
        f"A whole screen is about to be redrawn, {words.address} words of VRAM from {target.address} on. Waiting uploads that begin in there would only waste time. The queue at {base} has {count} places of six bytes (source, VRAM address, bytes). Set the byte count of each such job to zero if it isn't zero anyway, and tell me in {dropped.address} how many you called off.",
    )


def vram_slot_allocated(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(4, 6, 8))
    owner, place = draw.variable(8), draw.variable(16)
    base, size = draw.one(0x4000, 0x6000, 0x6400), draw.one(0x40, 0x80, 0x100)
    free = draw.one(0, 0xFF)
    program = (
        put(place, 0),
        Each(
            (slots,),
            (
                when(
                    check(Here(slots), "==", free),
                    put(Here(slots), owner),
                    put(place, plus(Scaled(Widened(Index()), size), base)),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Give byte[{owner.address}] the first free graphics slot: the {slots.length} bytes at {slots.address} hold each slot's owner, ${free:02X} being none. Enter the owner, and store the slot's VRAM address, ${base:04X} + ${size:X} per slot, at {place.address} (word); 0 if all are taken.",
        f"First i with s[i] == ${free:02X} ({slots.length} bytes {slots.address}): s[i] = byte[{owner.address}], word[{place.address}] = ${base:04X} + i * ${size:X}; none: 0.",
        f"VRAM slots {slots.address} ({slots.length}, free = ${free:02X}), ${size:X} words each from ${base:04X}; allocate for {owner.address}; address -> {place.address}, or 0.",
        f"Enemies load their pictures when they appear. VRAM has {slots.length} places for that, ${size:X} words apart beginning at ${base:04X}, and {slots.address} ff. say who sits where (${free:02X}: nobody). Find the first vacant place for enemy {owner.address}, book it, and report its VRAM word address in {place.address}. When the house is full, {place.address} must be 0.",
    )


def vram_slot_released(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(4, 6, 8, 12))
    owner, count, free = draw.variable(8), draw.variable(8), draw.one(0, 0xFF)
    mask = draw.variable(16)
    bit = Algorithms(draw).own("bit", 16)
    program = (
        put(count, 0),
        put(mask, 0),
        put(bit, 1),
        Each(
            (slots,),
            (
                when(
                    check(Here(slots), "==", owner),
                    put(Here(slots), free),
                    put(mask, joined(mask, bit)),
                    more(count),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Free all graphics slots of owner byte[{owner.address}]: every one of the {slots.length} bytes at {slots.address} that equals it becomes ${free:02X}. Report which ones in the word {mask.address} (bit n for slot n) and how many in {count.address}.",
        f"for i < {slots.length}: if s[i] == o: s[i] = ${free:02X}, m |= 1 << i, ++n; s {slots.address}, o = byte[{owner.address}], m (from 0) word {mask.address}, n (from 0) byte {count.address}.",
        f"Release slots {where(slots)} held by {owner.address} (set to ${free:02X}); freed-mask -> word {mask.address}, count -> {count.address}.",
        f"When a boss dies, the VRAM places his parts occupied get vacant. Who holds which of the {slots.length} places is told by the bytes from {slots.address}; write ${free:02X} over each entry that is the number in {owner.address}. For the cleanup I also want these places as bits, place 0 lowest, in the 16 bits at {mask.address}, and their number in {count.address}.",
    )


def two_free_in_a_row(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(6, 8, 12, 16))
    owner, result, needed = draw.variable(8), draw.variable(8), draw.one(2, 3)
    free = 0
    own = Algorithms(draw).own
    run = own("run")
    program = (
        put(result, 0xFF),
        put(run, 0),
        Each(
            (slots,),
            (
                If(check(Here(slots), "==", free), (more(run),), (put(run, 0),)),
                when(
                    check(run, "==", needed),
                    put(result, minus(Index(), needed - 1)),
                    Stop(),
                ),
            ),
        ),
        when(
            check(result, "!=", 0xFF),
            *(put(at(slots, plus(result, n) if n else result), owner) for n in range(needed)),
        ),
    )
    return program, (
        f"Find {needed} neighbouring free slots (0) among the {slots.length} bytes at {slots.address}, the first such group, and write byte[{owner.address}] into all {needed}. The group's first index goes to {result.address}; $FF and no change if there is none.",
        f"{needed} consecutive zeros in {where(slots)}: first place -> {result.address}, fill them with byte[{owner.address}]; none -> $FF.",
        f"i = first with s[i..i+{needed - 1}] all 0; s[i..i+{needed - 1}] = o; byte[{result.address}] = i or $FF. s {where(slots)}, o = byte[{owner.address}].",
        f"A large enemy's graphics take {needed} VRAM places side by side. The {slots.length} bytes from {slots.address} tell each place's user, 0 meaning vacant. Search from the front for {needed} vacant ones next to each other, enter the number in {owner.address} in them and give me the first one's index at {result.address}. If the VRAM is too crowded: $FF there and everything as before.",
    )


def dirty_tiles_to_jobs(draw: Drawer) -> Made:
    dirty = draw.variable(16)
    out = draw.array(16, 16)
    base, size, used = draw.one(0x2000, 0x4000, 0x6000), draw.one(16, 32, 64), draw.variable(8)
    place = Algorithms(draw).own("place", 16)
    program = (
        put(used, 0),
        put(place, base),
        While(
            check(dirty, "!=", 0),
            (
                when(Bits(Read(dirty), 1, "any"), put(at(out, masked(used, 15)), place), more(used)),
                put(dirty, Shifted(Read(dirty), "right", 1)),
                more(place, size),
            ),
        ),
    )
    return program, (
        f"Turn a dirty mask into a list: for every set bit n of the word {dirty.address}, bit 0 first, append the VRAM address ${base:04X} + {size} * n to the words at {out.address} (room for 16). The number goes to {used.address}, and the mask ends up 0.",
        f"o = [${base:04X} + {size} * n for each set bit n of word[{dirty.address}], ascending]; o -> words {out.address}, length -> byte {used.address}; mask = 0.",
        f"Bits of {dirty.address} (16) -> VRAM addresses ${base:04X} + bit * {size}, packed into {out.address}; count {used.address}; mask cleared.",
        f"Sixteen tile blocks of {size} words each, from VRAM ${base:04X} on, may have changed; {dirty.address} has a bit for each (bit 0 the first). List the addresses of the changed ones, lowest first, as words from {out.address} on, note how many in {used.address}, and clear the mask for the next frame.",
    )


def halves_on_two_frames(draw: Drawer) -> Made:
    source, target, length = draw.variable(16), draw.variable(16), draw.variable(16)
    now, most = draw.variable(16), draw.one(0x400, 0x800, 0x1000)
    program = (
        put(now, Binary("min", Read(length), Number(most, 16))),
        more(source, now),
        more(target, Shifted(Read(now), "right", 1)),
        less(length, now),
        Report(check(length, "==", 0)),
    )
    return program, (
        f"Account for one portion of a long upload: at most ${most:X} of the word[{length.address}] bytes left are sent now. Store the portion at {now.address}, add it to the source {source.address}, half of it (rounded down) to the VRAM address {target.address}, and subtract it from what is left. Carry set if nothing is left. All are words.",
        f"n = min(word[{length.address}], ${most:X}) -> {now.address}; {source.address} += n; {target.address} += n >> 1; {length.address} -= n; C = done.",
        f"word[{now.address}] = n = min(l, ${most:X}); s += n; t += n / 2; l -= n; carry = (l == 0). l {length.address}, s {source.address}, t {target.address}.",
        f"A picture is too large for one blanking period, so ${most:X} bytes a frame must do. Left to send: {length.address}; from: {source.address}; to VRAM word address {target.address}. Tell the DMA how much to send this time ({now.address}, everything if it is no more than that), move source and target behind it, reduce what's left, and return with carry set when this was the end.",
    )


def jobs_by_bank(draw: Drawer) -> Made:
    banks, lengths = draw.slots(8, 16)
    bank, total, count = draw.variable(8), draw.variable(16), draw.variable(8)
    done = draw.maybe(0.5)
    program = (
        put(total, 0),
        put(count, 0),
        Each(
            (banks, lengths),
            (
                when(
                    check(Here(banks), "==", bank),
                    more(total, Here(lengths)),
                    more(count),
                    *((put(Here(lengths), 0),) if done else ()),
                ),
            ),
        ),
    )
    told = " and their lengths become 0" if done else ""
    return program, (
        f"Add up the lengths (words {lengths.address}) of those of {banks.length} jobs whose source bank (bytes {banks.address}) is byte[{bank.address}], modulo 65,536, to {total.address}; their number goes to {count.address}{told}.",
        f"t, n = sum of l[i], count where b[i] == byte[{bank.address}]{', then l[i] = 0' if done else ''}; {banks.length} entries; b bytes {banks.address}, l words {lengths.address}; t -> word {total.address}, n -> byte {count.address}.",
        f"Jobs from bank {bank.address}: bytes total -> {total.address} (16-bit), how many -> {count.address}{told}. {banks.length} jobs, banks {banks.address}, lengths {lengths.address}.",
        f"Before I swap out a WRAM buffer I check what's still to be sent from its bank. Each of {banks.length} waiting transfers has its bank at {banks.address} and size at {lengths.address} (16 bits). For the bank in {bank.address}: how many transfers are there ({count.address}) and how many bytes together ({total.address}, may wrap)?{' They are called off, so set their sizes to zero.' if done else ''}",
    )


def buffer_row_to_target(draw: Drawer) -> Made:
    row, column, target, flags = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    base = draw.one(0x1000, 0x5000, 0x6000, 0x7800)
    cell = Algorithms(draw).own("cell", 16)
    program = (
        put(cell, joined(Shifted(Widened(masked(row, 0x1F)), "left", 5), Widened(masked(column, 0x1F)))),
        when(Bits(Read(column), 0x20, "any"), more(cell, 0x400)),
        put(target, plus(cell, base)),
        put(flags, either(check(masked(column, 0x1F), ">=", 0x11), 1, 0)),
    )
    return program, (
        f"Compute where 16 map words starting at row byte[{row.address}], column byte[{column.address}] go in VRAM: the 64x32 map is at ${base:04X}, row 0-31 (higher bits ignored), column 0-63 (higher bits ignored), the right screen $400 words further. Address to {target.address} (word); {flags.address} = 1 if they run over the edge of the screen (column within it of 17 or more), else 0.",
        f"word[{target.address}] = ${base:04X} + (r & 31) * 32 + (c & 31) + (c & 32 ? $400 : 0); byte[{flags.address}] = (c & 31) > 16. r {row.address}, c {column.address}.",
        f"64x32 tilemap at VRAM ${base:04X}: address of cell row {row.address} / column {column.address} (mod 32 / mod 64) -> {target.address}; does a 16-word strip from there cross the 32-column border? 1/0 -> {flags.address}.",
        f"I write map strips of sixteen words. The background at VRAM ${base:04X} is two screens wide, which lie one after the other in memory. For a strip whose first cell is in row {row.address} (five bits count) and column {column.address} (six bits count) I need the VRAM word address in {target.address} and, in {flags.address}, a 1 if the strip doesn't fit on its screen and must be sent in two pieces, otherwise a 0.",
    )


def oldest_slot_reused(draw: Drawer) -> Made:
    owners, ages = draw.slots(8, 8)
    owner, slot, hit = draw.variable(8), draw.variable(8), draw.variable(8)
    best = Algorithms(draw).own("age")
    program = (
        put(hit, 0),
        put(slot, 0),
        put(best, 0),
        Each(
            (owners, ages),
            (
                when(check(Here(owners), "==", owner), put(slot, Index()), put(hit, 1), Stop()),
                when(check(Here(ages), ">", best), put(best, Here(ages)), put(slot, Index())),
            ),
        ),
        when(check(hit, "==", 0), put(at(owners, slot), owner)),
    )
    return program, (
        f"A cache of {owners.length} graphics slots: what each holds at {owners.address}, its age at {ages.address} (bytes). If a slot holds byte[{owner.address}], its index (the first) goes to {slot.address} and {hit.address} becomes 1. If not, the slot of the greatest age (first of equals, slot 0 if all ages are 0) is overwritten with it, its index goes to {slot.address}, and {hit.address} becomes 0.",
        f"k = byte[{owner.address}] in {where(owners)}? index -> {slot.address}, byte[{hit.address}] = 1. Else victim = first maximum of ages {ages.address}: holds k now, index -> {slot.address}, byte[{hit.address}] = 0.",
        f"Graphics cache lookup: keys {owners.address}, ages {ages.address}, {owners.length} slots, key {owner.address}. Hit: 1 in {hit.address}. Miss: replace the oldest, 0 in {hit.address}. Slot number -> {slot.address} either way; ages unchanged.",
        f"Item pictures are loaded into {owners.length} VRAM slots on demand. {owners.address} ff. say which picture a slot has, {ages.address} ff. how long it hasn't been used. I need picture {owner.address}. Is it there already, take that slot (the first if several) and put 1 into {hit.address}. Otherwise the slot unused for longest must give way (the lower number if two are alike): enter the picture there and put 0 into {hit.address}, so that I upload it. The slot's number always goes to {slot.address}.",
    )


def column_of_bytes_to_words(draw: Drawer) -> Made:
    height = draw.one(4, 8, 12, 16)
    tiles, out = draw.array(8, height), draw.array(16, height)
    flipped, palette = draw.variable(8), draw.variable(8)
    high = Algorithms(draw).own("high")
    program = (
        put(high, Shifted(masked(palette, 7), "left", 2)),
        when(check(flipped, "!=", 0), put(high, joined(high, 0x80)), Reverse(tiles)),
        Each((tiles, out), (put(Here(out), Joined(Read(high), Read(Here(tiles)))),)),
    )
    return program, (
        f"Prepare a column for upload: the {height} tile bytes at {tiles.address} become map words at {out.address} with palette byte[{palette.address}] (low three bits, in bits 10-12). If byte[{flipped.address}] isn't 0, the column is upside down: reverse the bytes in place first and set bit 15 of every word.",
        f"f = byte[{flipped.address}]; if f: reverse {height} bytes {tiles.address}; w[i] = t[i] | (byte[{palette.address}] & 7) << 10 | (f ? $8000 : 0) -> words {out.address}.",
        f"{height} tiles {tiles.address} -> words {out.address}, palette {palette.address} & 7; v-flipped column if {flipped.address} != 0 (order reversed, also in {tiles.address}; bit 15 set).",
        f"Stalactites are stalagmites hung upside down. A column's {height} tiles are at {tiles.address}, top first; its map words shall be made at {out.address} with the palette in {palette.address} (0 to 7; mask the rest off). When {flipped.address} is nonzero, turn the tile list round where it stands, and every word gets the vertical flip.",
    )


RECIPES = (
    extend_last_job,
    drop_covered_jobs,
    vram_slot_allocated,
    vram_slot_released,
    two_free_in_a_row,
    dirty_tiles_to_jobs,
    halves_on_two_frames,
    jobs_by_bank,
    buffer_row_to_target,
    oldest_slot_reused,
    column_of_bytes_to_words,
)
