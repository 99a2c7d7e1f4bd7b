"""Heaps, wheels, schedulers, locks, caches, stacks and sets of a game's engine."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Either,
    Extreme,
    Field,
    Half,
    Here,
    If,
    Product,
    Read,
    Shifted,
    Stop,
    Swap,
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
    less,
    less_down_to,
    masked,
    minus,
    more,
    plus,
    put,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def heap_replace_top(draw: Drawer) -> Made:
    heap = draw.array(8, draw.one(7, 15))
    new, taken = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, child = own("place"), own("child")
    inner = heap.length // 2
    here = at(heap, place)
    program = (
        put(taken, at(heap, 0)),
        put(at(heap, 0), new),
        put(place, 0),
        While(
            check(place, "<", inner),
            (
                put(child, plus(Shifted(Read(place), "left", 1), 1)),
                when(check(at(heap, plus(child, 1)), "<", at(heap, child)), more(child)),
                when(check(here, "<=", at(heap, child)), Stop()),
                Swap(here, at(heap, child)),
                put(place, child),
            ),
        ),
    )
    return program, (
        f"Replace the top of a binary min-heap: the {where(heap)} (children of i are 2i + 1 and 2i + 2). The old top goes to {taken.address}, the byte {new.address} takes its place and sinks: as long as it has children and is greater than the smaller child (the left one if both are equal), it swaps with it.",
        f"heapreplace: r = h[0], h[0] = v; i = 0; while i < {inner}: c = 2i + 1 (+ 1 if h[2i + 2] < h[2i + 1]); if h[i] <= h[c]: break; swap(h[i], h[c]), i = c. h {where(heap)}, v {new.address}, r {taken.address}.",
        f"How do I take the most urgent entry of a full priority queue and put in another one? Heap of {heap.length} bytes at {heap.address}, smallest on top. Output the top in {taken.address}, insert {new.address} there and sift it down, always towards the smaller child, left on a tie, until no child is smaller. Whether it was a heap before is not my routine's business.",
        f"min-heap {heap.address}[{heap.length}]: pop root -> {taken.address}, push [{new.address}] in its place, sift down (smaller child, left on ties).",
    )


def heap_is_valid(draw: Drawer) -> Made:
    heap = draw.array(8, draw.one(7, 15, 8, 12))
    wrong = draw.variable(8)
    place = Algorithms(draw).own("place")
    most = draw.maybe(0.5)
    program = (
        put(wrong, 0),
        put(place, 1),
        While(
            check(place, "<", heap.length),
            (
                when(
                    check(at(heap, Shifted(minus(place, 1), "right", 1)), "<" if most else ">", at(heap, place)),
                    more(wrong),
                ),
                more(place),
            ),
        ),
    )
    word, other = ("greatest", "less") if most else ("smallest", "greater")
    return program, (
        f"Check a heap with the {word} byte on top, the {where(heap)}: count at {wrong.address} the entries i > 0 whose parent (i - 1) / 2 is {other} than they are.",
        f"byte[{wrong.address}] = #(i in 1..{heap.length - 1}: h[(i - 1) >> 1] {'<' if most else '>'} h[i]); h: {where(heap)}, unsigned.",
        f"How do I debug a priority queue? The heap has {heap.length} bytes at {heap.address}; entry i's parent is entry (i - 1) / 2 rounded down, and it should not be {other} than its child. I want the number of children for which it is, in {wrong.address}; 0 means all is well.",
        f"{'max' if most else 'min'}-heap check on {heap.address}[{heap.length}], violations -> {wrong.address} (equal parent and child are fine).",
    )


def timing_wheel_turn(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    wheel = draw.array(8, length)
    hand, due = draw.variable(8, below=length), draw.variable(8)
    count = draw.variable(8)
    own = Algorithms(draw).own
    rest = own("rest")
    program = (
        put(hand, masked(plus(hand, 1), length - 1)),
        put(due, at(wheel, hand)),
        put(at(wheel, hand), 0),
        put(rest, due),
        put(count, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count))),
    )
    return program, (
        f"Turn a timing wheel: hand {hand.address} (below {length}) moves on by one, around the end, to a byte of the {where(wheel)}. Its bits are the tasks due now: store them at {due.address}, their number at {count.address}, and clear the byte in the wheel.",
        f"h = (h + 1) & {length - 1}; d = w[h]; w[h] = 0; n = popcount(d). h {hand.address}, w {wheel.address}, d {due.address}, n {count.address}.",
        f"How do I fire many timers cheaply? {length} spokes at {wheel.address}, one bit per task in each. Every tick the pointer byte {hand.address} goes to the next spoke (after {length - 1} comes 0). Give me its bits in {due.address}, how many are set in {count.address}, and empty the spoke.",
        f"wheel tick: ptr [{hand.address}] mod {length}; due mask -> {due.address} (popcount {count.address}); slot of {wheel.address} zeroed.",
    )


def timing_wheel_add(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    wheel = draw.array(8, length)
    hand, delay, task = draw.variable(8, below=length), draw.variable(8), draw.variable(8, below=8)
    bits = Table("TaskBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    place = own("place")
    program = (
        when(check(delay, ">=", length), put(delay, length - 1)),
        when(check(delay, "==", 0), put(delay, 1)),
        put(place, masked(plus(hand, delay), length - 1)),
        put(at(wheel, place), joined(at(wheel, place), at(bits, task))),
    )
    return program, (
        f"Schedule task {task.address} (0 to 7) on a timing wheel of {length} bytes ({wheel.address}), {delay.address} ticks ahead of the hand {hand.address} (below {length}). The delay is first brought into 1 to {length - 1} (and stored so); then the task's bit is set in the byte (hand + delay) mod {length}.",
        f"d = clamp(d, 1, {length - 1}); w[(h + d) & {length - 1}] |= 1 << t. d {delay.address} (written back), h {hand.address}, t {task.address} < 8, w {wheel.address}.",
        f"How do I add a timer to a wheel of {length} spokes? Spokes {wheel.address}, a bit for each of 8 tasks. Current spoke {hand.address}, valid. Wanted delay {delay.address}: 0 counts as 1, more than {length - 1} as {length - 1}, correct the byte as well. Task number {task.address}, below 8: set that bit so many spokes further, cyclically; other tasks there stay.",
        f"wheel {wheel.address}[{length}] add: bit [{task.address}] at ({hand.address} + {delay.address}) mod {length}, delay clamped to 1-{length - 1} in place.",
    )


def stride_scheduler(draw: Drawer) -> Made:
    passes = draw.array(16, draw.one(4, 8))
    strides = draw.array(8, passes.length)
    chosen = draw.variable(8)
    index = masked(chosen, passes.length - 1)
    program = (
        put(chosen, Extreme("min", passes, index=True)),
        put(at(passes, index), plus(at(passes, index), Widened(Read(at(strides, index))))),
    )
    return program, (
        f"Stride scheduling: run the task with the smallest pass value ({where(passes)}, unsigned, first of equals), store its number at {chosen.address}, and add its stride (bytes from {strides.address}) to its pass, 16 bits.",
        f"t = first argmin p; p[t] += s[t]; byte[{chosen.address}] = t. p {where(passes)}, s {strides.address}.",
        f"How do I share processor time in fixed proportions? {passes.length} jobs; job j has a 16-bit counter at {passes.address} + 2j and a step byte at {strides.address} + j. Whoever's counter is lowest goes next (lower number on a tie): number to {chosen.address}, counter plus step (wrapping).",
        f"pick min of words {passes.address}[{passes.length}] -> index {chosen.address}, then advance it by byte {strides.address}[index].",
    )


def priority_decays_with_use(draw: Drawer) -> Made:
    levels, used = draw.slots(8, 8)
    quantum, lowest = draw.rng.randrange(3, 20), draw.one(3, 5, 7)
    moved = draw.variable(8)
    program = (
        put(moved, 0),
        Each(
            (levels, used),
            (
                If(
                    check(Here(used), ">=", quantum),
                    (
                        when(check(Here(levels), "<", lowest), more(Here(levels)), more(moved)),
                        put(Here(used), 0),
                    ),
                    (less_down_to(Here(levels), 0, 1),),
                ),
            ),
        ),
    )
    return program, (
        f"Multi-level feedback: of {levels.length} tasks (level bytes {levels.address}, 0 is best; time used {used.address}) those that used {quantum} or more drop one level, unless they are at {lowest} or worse, and their time is 0 again; the others rise one level, best 0. Number dropped to {moved.address}.",
        f"u[i] >= {quantum} ? (l[i] < {lowest} ? (++l[i], ++n) : 0, u[i] = 0) : (l[i] = max(l[i] - 1, 0)); l {levels.address}, u {used.address}, {levels.length} bytes each, n {moved.address} from 0.",
        f"How do I keep greedy tasks from starving the short ones? Task i: level {levels.address} + i, frames used {used.address} + i, {levels.length} tasks. Used up the quantum of {quantum} (or more): one level down (level + 1, stopping at {lowest}), frames cleared. Otherwise one level up (level - 1, not below 0), frames kept. Count real demotions in {moved.address}.",
        f"MLFQ over {levels.length} tasks: used {used.address} >= {quantum} -> level {levels.address}+1 (max {lowest}), used 0; else level-1 (min 0). demoted -> {moved.address}.",
    )


def reader_writer_lock(draw: Drawer) -> Made:
    readers, writer, wants, granted = (
        draw.variable(8, below=8),
        draw.variable(8),
        draw.variable(8, below=2),
        draw.variable(8),
    )
    program = (
        put(granted, 0),
        when(Bits(Read(writer), 0x80, "any"), Stop()),
        If(
            check(wants, "==", 0),
            (when(check(readers, "<", 7), more(readers), put(granted, 1)),),
            (when(check(readers, "==", 0), put(writer, joined(writer, 0x80)), put(granted, 1)),),
        ),
    )
    return program, (
        f"Readers-writer lock, request {wants.address} (0 read, 1 write): if bit 7 of {writer.address} is set (a writer is in), refuse. A reader is let in by raising {readers.address}, unless it is 7 (never more); a writer only if {readers.address} is 0, by setting the bit. {granted.address} = 1 if granted, else 0.",
        f"g = 0; if !(w & $80): rq == 0 ? (r < 7 ? (++r, g = 1)) : (r == 0 ? (w |= $80, g = 1)). w {writer.address}, r {readers.address} (0-7), rq {wants.address} < 2, g {granted.address}.",
        f"How do I let many readers but only one writer at a buffer? Number of readers {readers.address}; $80 in {writer.address} = being written, its other bits are not mine. Somebody wants to read ({wants.address} = 0) or to write (1). Reading is fine while nobody writes (at most 7 readers, there are never more), writing only while nobody does either. Enter him and answer 1 in {granted.address}; otherwise answer 0 and change nothing.",
        f"rwlock request [{wants.address}] 0 read/1 write: writer bit $80 of {writer.address}, readers {readers.address} (0-7). read ok if no writer and < 7; write ok if no writer and no reader; {granted.address} 1/0.",
    )


def build_free_chain(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(6, 8, 10, 16))
    used = draw.array(8, links.length)
    head, count = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(head, 0xFF),
        put(count, 0),
        put(place, links.length),
        While(
            check(place, "!=", 0),
            (
                less(place),
                when(
                    check(at(used, place), "==", 0),
                    put(at(links, place), head),
                    put(head, place),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Build the list of free slots: of {links.length} slots those whose byte (from {used.address}) is 0 are chained in rising order. {head.address} is the first free slot, each one's link byte (from {links.address}) the next, $FF ends the list (or is the head if none is free). Links of used slots stay. Number of free ones to {count.address}.",
        f"head = $FF, n = 0; for i = {links.length - 1} down to 0: if !u[i]: nx[i] = head, head = i, ++n. u {used.address}, nx {links.address}, head {head.address}, n {count.address}.",
        f"How do I set up a free list from an occupancy array? Busy flags: {links.length} bytes {used.address}, 0 = free. Next pointers {links.address} + i. The chain starts in {head.address}, runs through the free slots from low to high and ends with $FF. {count.address} = its length. Don't touch the pointers of busy slots.",
        f"free list from flags {used.address}[{links.length}] (0 = free): next bytes {links.address}, ascending, $FF end, head {head.address}, length {count.address}.",
    )


def zero_run_in_word(draw: Drawer) -> Made:
    used, place = draw.variable(16), draw.variable(8)
    need = draw.one(2, 3, 4)
    own = Algorithms(draw).own
    rest = own("rest", 16)
    mask = (1 << need) - 1
    program = (
        put(rest, used),
        put(place, 0),
        While(
            check(place, "<=", 16 - need),
            (
                when(Bits(Read(rest), mask, "none"), Stop()),
                put(rest, Shifted(Read(rest), "right", 1)),
                more(place),
            ),
        ),
        when(check(place, ">", 16 - need), put(place, 0xFF)),
    )
    return program, (
        f"{used.address} is a word with a set bit for each of 16 blocks in use. Find the lowest block from which {need} neighbouring ones are free; its number goes to {place.address}, $FF if there is none.",
        f"byte[{place.address}] = first i <= {16 - need} with (w >> i & {mask}) == 0, else $FF; w = word[{used.address}].",
        f"How do I allocate {need} consecutive VRAM blocks from a 16-bit usage map? Map {used.address}, bit 0 is block 0, 1 = taken. Lowest start number of {need} free blocks in a row (all within 0 to 15) to {place.address}; no such gap: $FF. Only look, don't mark them.",
        f"first run of {need} clear bits in word {used.address} -> start index {place.address} / $FF.",
    )


def bloom_seen_before(draw: Drawer) -> Made:
    bits = draw.array(8, 8)
    key, seen = draw.variable(8), draw.variable(8)
    masks = Table("BitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    one, two = own("one"), own("two")
    first, second = at(bits, masked(key, 7)), at(bits, Field(Read(key), 5, 3))
    program = (
        put(one, at(masks, Field(Read(key), 3, 3))),
        put(two, at(masks, masked(key, 7))),
        put(seen, 0),
        when(
            Both(check(masked(first, one), "!=", 0), check(masked(second, two), "!=", 0)),
            put(seen, 1),
        ),
        put(first, joined(first, one)),
        put(second, joined(second, two)),
    )
    return program, (
        f"A Bloom filter of 64 bits in the 8 bytes from {bits.address} for the key byte {key.address}: hash 1 is bit (key >> 3 & 7) of byte (key & 7), hash 2 is bit (key & 7) of byte (key >> 5). {seen.address} = 1 if both were set before, else 0; then set both.",
        f"seen = f[k & 7] >> (k >> 3 & 7) & f[k >> 5] >> (k & 7) & 1; then set the two bits. f 8 bytes {bits.address}, k {key.address}, seen {seen.address} (0/1).",
        f"How do I test cheaply whether a room was probably visited? Filter: 8 bytes at {bits.address}. Room number {key.address} gives two places: byte number = its low 3 bits with bit number = bits 3-5, and byte number = bits 5-7 with bit number = its low 3 bits. Both on already: {seen.address} = 1, otherwise 0. Switch both on afterwards.",
        f"bloom filter {bits.address}[8], key {key.address}: bits (byte k&7, bit k>>3&7) and (byte k>>5, bit k&7); both set already -> {seen.address}=1 else 0; then set them.",
    )


def two_way_cache(draw: Drawer) -> Made:
    lefts, rights = draw.array(8, 8), draw.array(8, 8)
    recent = draw.array(8, 8)
    tag, hit = draw.variable(8), draw.variable(8)
    line = Algorithms(draw).own("line")
    program = (
        put(line, masked(tag, 7)),
        put(hit, 1),
        If(
            check(at(lefts, line), "==", tag),
            (put(at(recent, line), 0),),
            (
                If(
                    check(at(rights, line), "==", tag),
                    (put(at(recent, line), 1),),
                    (
                        put(hit, 0),
                        If(
                            Bits(Read(at(recent, line)), 1, "none"),
                            (put(at(rights, line), tag), put(at(recent, line), 1)),
                            (put(at(lefts, line), tag), put(at(recent, line), 0)),
                        ),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Look tag {tag.address} up in a two-way cache with 8 sets (set = tag & 7): way 0 in the bytes from {lefts.address}, way 1 from {rights.address}, the way used last from {recent.address}. Found (way 0 is asked first): {hit.address} = 1 and the last-used byte becomes that way. Not found: {hit.address} = 0, the other way than the last used (bit 0 tells) is overwritten with the tag and becomes the last used.",
        f"s = t & 7; A[s] == t ? (m[s] = 0, h = 1) : B[s] == t ? (m[s] = 1, h = 1) : (h = 0, m[s] & 1 ? (A[s] = t, m[s] = 0) : (B[s] = t, m[s] = 1)). t {tag.address}, A {lefts.address}, B {rights.address}, m {recent.address}, h {hit.address}.",
        f"How do I cache decompressed tiles with two candidates per set? The graphics number {tag.address} belongs to set number & 7. Candidate 0: {lefts.address} + set, candidate 1: {rights.address} + set; {recent.address} + set says in bit 0 which was used last and is set to 0 or 1 whenever one is used. A hit (candidate 0 first) gives 1 in {hit.address}. A miss gives 0 and replaces the one not used last.",
        f"2-way cache lookup of [{tag.address}], set = low 3 bits; ways {lefts.address}/{rights.address}, mru {recent.address}; hit -> {hit.address}=1, mru = way; miss -> 0, replace the non-mru way (bit 0), mru = it.",
    )


def second_chance_clock(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    pages, marks = draw.array(8, length), draw.array(8, length)
    hand, page, victim = draw.variable(8, below=length), draw.variable(8), draw.variable(8)
    program = (
        While(
            Bits(Read(at(marks, hand)), 0x80, "any"),
            (
                put(at(marks, hand), masked(at(marks, hand), 0x7F)),
                put(hand, masked(plus(hand, 1), length - 1)),
            ),
        ),
        put(victim, at(pages, hand)),
        put(at(pages, hand), page),
        put(at(marks, hand), joined(at(marks, hand), 0x80)),
        put(hand, masked(plus(hand, 1), length - 1)),
    )
    return program, (
        f"Replace a page by the clock algorithm: {length} pages (bytes from {pages.address}), marks from {marks.address}, hand {hand.address} (below {length}). While the page under the hand has bit 7 of its mark set, clear that bit and move the hand on (cyclically). The page it stops at goes to {victim.address}; page {page.address} takes its place with the bit set, and the hand moves on once more.",
        f"while m[h] & $80: m[h] &= $7F, h = (h + 1) & {length - 1}; v = p[h]; p[h] = new; m[h] |= $80; h = (h + 1) & {length - 1}. p {pages.address}, m {marks.address}, h {hand.address}, v {victim.address}, new {page.address}.",
        f"How do I do second-chance replacement for my {length} sound buffers? Sample numbers {pages.address}, flag bytes {marks.address} ($80 = used since), pointer {hand.address}, in range. Go around: whoever was used loses the $80 and is spared, the first that wasn't is thrown out: its number to {victim.address}, sample {page.address} in, flagged as used. The pointer ends behind it.",
        f"clock replacement over {length} frames: refs $80 in {marks.address}, pages {pages.address}, hand {hand.address}; evicted -> {victim.address}, insert [{page.address}] referenced, hand past it.",
    )


def event_broadcast(draw: Drawer) -> Made:
    interests, boxes = draw.slots(8, 8)
    event, heard = draw.variable(8, below=8), draw.variable(8)
    masks = Table("EventBitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    bit = Algorithms(draw).own("bit")
    program = (
        put(bit, at(masks, event)),
        put(heard, 0),
        Each(
            (interests, boxes),
            (
                when(
                    check(masked(Here(interests), bit), "!=", 0),
                    put(Here(boxes), joined(Here(boxes), bit)),
                    more(heard),
                ),
            ),
        ),
    )
    return program, (
        f"Broadcast event {event.address} (0 to 7): each of {interests.length} actors that listens to it (bit of that number in its interest byte, from {interests.address}) gets the same bit set in its mailbox (from {boxes.address}). Number of listeners to {heard.address}.",
        f"b = 1 << e; for i < {interests.length}: if in[i] & b: box[i] |= b, ++n. e {event.address} < 8, in {interests.address}, box {boxes.address}, n {heard.address} from 0.",
        f"How do I do publish/subscribe for sprites? Subscriptions: a byte of 8 event bits per sprite at {interests.address}; pending events: the same at {boxes.address}; {interests.length} sprites. Event number {event.address}, valid, has happened: mark it pending for all subscribers, nobody else, and count them in {heard.address}.",
        f"event [{event.address}] (0-7) to all with that bit in {interests.address}+i: set it in {boxes.address}+i; {interests.length} actors, listeners -> {heard.address}.",
    )


def ack_window_moves(draw: Drawer) -> Made:
    base, got, packet, new = (draw.variable(8) for _ in range(4))
    masks = Table("BitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    ahead, bit = own("ahead"), own("bit")
    program = (
        put(new, 0),
        put(ahead, minus(packet, base)),
        when(check(ahead, ">=", 8), Stop()),
        put(bit, at(masks, masked(ahead, 7))),
        when(check(masked(got, bit), "==", 0), put(new, 1)),
        put(got, joined(got, bit)),
        While(
            Bits(Read(got), 1, "any"),
            (put(got, Shifted(Read(got), "right", 1)), more(base)),
        ),
    )
    return program, (
        f"Receive packet {packet.address} in a window of 8: {base.address} is the next number awaited (all numbers modulo 256), bit i of {got.address} says that base + i is there. A packet less than 8 ahead sets its bit ({new.address} = 1 if it was clear, else 0); then, while bit 0 is set, shift the bits right and raise the base. Other packets change nothing, {new.address} = 0.",
        f"d = (p - b) & $FF; new = 0; if d < 8: new = !(m >> d & 1), m |= 1 << d; while m & 1: m >>= 1, ++b. p {packet.address}, b {base.address}, m {got.address}, new {new.address}.",
        f"How do I keep track of packets that arrive out of order over the link cable? First missing number {base.address}, bitmap of those received from there on {got.address} (lowest bit: that number itself), arriving number {packet.address}; bytes that wrap. Outside of the 8 numbers from the first missing one: ignore. Inside: mark it, say in {new.address} whether it is new (1) or a repeat (0), and slide the window past everything received without gap.",
        f"reorder window: seq [{packet.address}] vs base [{base.address}] (mod 256), bitmap {got.address} of 8; mark, slide over leading ones; first time -> {new.address}=1, repeat or outside 0.",
    )


def groups_relabelled(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    groups = draw.array(8, length)
    first, second, joined_now = draw.variable(8, below=length), draw.variable(8, below=length), draw.variable(8)
    own = Algorithms(draw).own
    keep, lose = own("keep"), own("lose")
    program = (
        put(keep, at(groups, first)),
        put(lose, at(groups, second)),
        put(joined_now, 0),
        when(check(keep, "==", lose), Stop()),
        Each((groups,), (when(check(Here(groups), "==", lose), put(Here(groups), keep), more(joined_now)),)),
    )
    return program, (
        f"Connect rooms {first.address} and {second.address} (both below {length}): the {length} bytes at {groups.address} tell each room's region. If the two regions differ, all rooms of the second one's region get the first one's; how many that were goes to {joined_now.address} (0 if it was one region).",
        f"a = g[i], b = g[j]; n = 0; if a != b: every g == b becomes a, ++n. i {first.address}, j {second.address} (< {length}), g {groups.address}, n {joined_now.address}.",
        f"How do I merge components when a maze generator knocks down a wall? Component labels: {length} bytes {groups.address}. The wall was between cells {first.address} and {second.address}, valid numbers. Relabel the second cell's whole component with the first cell's label. {joined_now.address} = number of cells relabelled; 0 tells me that they were connected already.",
        f"union by relabel: all of {groups.address}[{length}] equal to label of [{second.address}] take label of [{first.address}]; changed -> {joined_now.address}, 0 if same already.",
    )


def gap_buffer_left(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    letters = draw.array(8, length)
    start, end = draw.variable(8, below=length), draw.variable(8, below=length)
    moved = draw.variable(8)
    program = (
        put(moved, 0),
        when(Either(check(start, "==", 0), check(end, "==", 0)), Stop()),
        less(start),
        less(end),
        put(at(letters, end), at(letters, start)),
        put(moved, 1),
    )
    return program, (
        f"Move the cursor left in a gap buffer: {length} bytes at {letters.address}, the gap reaches from index {start.address} up to before {end.address} (both below {length}). Unless one of them is 0 ({moved.address} = 0, nothing changes), both go down by one and the byte at the new gap start is copied to the new gap end; {moved.address} = 1.",
        f"ok = gs and ge; if ok: --gs, --ge, b[ge] = b[gs]. gs {start.address}, ge {end.address} (< {length}), b {letters.address}, ok {moved.address} (1/0).",
        f"How do I step back by one letter in my name editor's gap buffer? Buffer {letters.address} ({length} bytes), gap = [{start.address}, {end.address}), both indices valid. The letter in front of the gap jumps behind it. At the beginning of the text (gap start 0; treat a gap end of 0 alike) it can't: {moved.address} = 0 instead of 1.",
        f"gap buffer {letters.address}[{length}] gap [{start.address}]..[{end.address}): cursor one left; at a 0 do nothing and {moved.address}=0, else 1.",
    )


def context_saved(draw: Drawer) -> Made:
    depth, full = draw.variable(8, below=9), draw.variable(8)
    rooms, xs, modes = draw.array(8, 8), draw.array(16, 8), draw.array(8, 8)
    room, x, mode = draw.variable(8), draw.variable(16), draw.variable(8)
    fresh = draw.rng.randrange(1, 40)
    program = (
        put(full, 1),
        when(check(depth, ">=", 8), Stop()),
        put(at(rooms, masked(depth, 7)), room),
        put(at(xs, masked(depth, 7)), x),
        put(at(modes, masked(depth, 7)), mode),
        more(depth),
        put(mode, fresh),
        put(full, 0),
    )
    return program, (
        f"Save the game's place on a stack before a minigame: room {room.address}, x (word) {x.address} and mode {mode.address} go to entry {depth.address} of three arrays of 8 (bytes {rooms.address}, words {xs.address}, bytes {modes.address}); the depth (0 to 8) goes up and the mode becomes {fresh}. With 8 entries only {full.address} = 1; otherwise it is 0.",
        f"if d < 8: R[d] = room, X[d] = x, M[d] = mode, ++d, mode = {fresh}, err = 0; else err = 1. d {depth.address} <= 8, R {rooms.address}, X words {xs.address}, M {modes.address}; room {room.address}, x word {x.address}, mode {mode.address}, err {full.address}.",
        f"How do I nest menus and minigames so that each can return? Push room byte {room.address}, position word {x.address} and mode byte {mode.address} onto a stack of 8 frames kept in parallel lists ({rooms.address}, {xs.address} with two bytes each, {modes.address}); {depth.address} frames are in use. Then the mode is {fresh}. Overflow: leave everything and say 1 in {full.address} (0 when it went well).",
        f"push (room {room.address}, x word {x.address}, mode {mode.address}) on parallel stacks {rooms.address}/{xs.address}/{modes.address}, depth {depth.address} of 8, mode = {fresh}; full -> {full.address}=1 else 0.",
    )


def sparse_set_add(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    dense, sparse = draw.array(8, length), draw.array(8, length)
    count, member, new = draw.variable(8, below=length), draw.variable(8, below=length), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(new, 0),
        put(place, at(sparse, member)),
        when(
            check(place, "<", count),
            when(check(at(dense, masked(place, length - 1)), "==", member), Stop()),
        ),
        put(at(dense, count), member),
        put(at(sparse, member), count),
        more(count),
        put(new, 1),
    )
    return program, (
        f"Add {member.address} (below {length}) to a sparse set: dense list {dense.address}, index list {sparse.address} ({length} bytes each), {count.address} members (below {length} on entry). It is in the set if its index byte is below the count and the dense entry there is the member: then {new.address} = 0. Otherwise append it to the dense list, note its place in the index list, count it, {new.address} = 1.",
        f"j = S[m]; if j < n and D[j] == m: new = 0; else D[n] = m, S[m] = n, ++n, new = 1. m {member.address}, n {count.address} (both < {length}), D {dense.address}, S {sparse.address}, new {new.address}.",
        f"How do I keep a set of active sprite numbers without ever clearing memory? Sprite {member.address}, valid. {sparse.address} + sprite may hold rubbish: trust it only if it is less than the number of active ones, {count.address}, and the byte at {dense.address} + it names this sprite. Not active yet: enter it at the end of the list, remember where, one more active (there is room), answer 1 in {new.address}. Already active: answer 0.",
        f"sparse set insert [{member.address}]: dense {dense.address}, sparse {sparse.address}, size {count.address} (all < {length}); added {new.address}=1, present 0.",
    )


def reservoir_keeps(draw: Drawer) -> Made:
    kept = draw.array(8, 4)
    seen, new, dice, place = draw.variable(8, below=200), draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    drawn = own("drawn", 16)
    program = (
        more(seen),
        put(place, 0xFF),
        If(
            check(seen, "<=", 4),
            (put(place, minus(seen, 1)),),
            (
                put(drawn, Shifted(Product(Read(dice), Read(seen)), "right", 8)),
                when(check(drawn, "<", 4), put(place, Half(Read(drawn), False))),
            ),
        ),
        when(check(place, "!=", 0xFF), put(at(kept, masked(place, 3)), new)),
    )
    return program, (
        f"Reservoir sampling of 4 items: {seen.address} (below 200 on entry) counts the items seen, raise it first. Item {new.address} goes to entry count - 1 of the bytes at {kept.address} while the count is at most 4; after that to entry r = random byte {dice.address} * count / 256 (rounded down) if r < 4, else nowhere. {place.address} = the entry, or $FF.",
        f"++n; p = n <= 4 ? n - 1 : (r = d * n >> 8) < 4 ? r : $FF; if p != $FF: k[p] = x. n {seen.address} < 200, d {dice.address}, x {new.address}, k 4 bytes {kept.address}, p {place.address}.",
        f"How do I pick 4 fair winners from visitors who come one by one? Visitor number {new.address} arrives; {seen.address} were there before (under 200), count this one. The first four all get a place (bytes from {kept.address}, in order). Later ones scale the dice byte {dice.address} to 0 .. count - 1 (product with the count, high byte) and replace the one in that place if it is one of the four. Place taken to {place.address}, $FF if none.",
        f"reservoir of 4 ({kept.address}), n = ++[{seen.address}]: n <= 4 -> slot n-1, else slot [{dice.address}]*n>>8 if < 4; store [{new.address}]; slot or $FF -> {place.address}.",
    )


RECIPES = (
    heap_replace_top,
    heap_is_valid,
    timing_wheel_turn,
    timing_wheel_add,
    stride_scheduler,
    priority_decays_with_use,
    reader_writer_lock,
    build_free_chain,
    zero_run_in_word,
    bloom_seen_before,
    two_way_cache,
    second_chance_clock,
    event_broadcast,
    ack_window_moves,
    groups_relabelled,
    gap_buffer_left,
    context_saved,
    sparse_set_add,
    reservoir_keeps,
)
