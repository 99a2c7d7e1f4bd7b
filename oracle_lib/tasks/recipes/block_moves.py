"""Blocks moved about: rolled, exchanged, mirrored, sliced, synchronised, packed, patched."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Copy,
    Each,
    Expression,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Shifted,
    Shove,
    Some,
    Stop,
    Swap,
    Unary,
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
    listed,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def roll_by_places(draw: Drawer) -> Made:
    row = draw.array(draw.one(8, 8, 16), draw.one(4, 5, 6, 8, 10))
    places = draw.variable(8, below=row.length)
    left = draw.maybe(0.5)
    held = Algorithms(draw).own("held", row.width)
    last = row.length - 1
    program = (
        Repeat(
            Read(places),
            (put(held, at(row, 0 if left else last)), Shove(row, not left, Read(held))),
        ),
    )
    way, end = ("left", "first") if left else ("right", "last")
    return program, (
        f"Rotate the {where(row)} {way} by byte[{places.address}] places (always less than {row.length}): what is pushed out at one end comes in at the other.",
        f"How do I roll a list {way} by n? {where(row)}; n = byte {places.address}, below {row.length}; nothing gets lost.",
        f"{row.address}: {row.length} {size(row)}s. n times (n: {places.address}, < {row.length}) the {end} one goes to the other end and the rest close up.",
        f"My conveyor has {row.length} places, a {size(row)} each from {row.address} on. Turn it {way} by as many places as {places.address} says; the number is smaller than {row.length}. Whatever leaves at the {end} place's end reappears at the opposite one.",
        f"Cyclic shift towards the {'start' if left else 'end'}: {where(row)}, distance in {places.address} (0 to {last}).",
    )


def exchange_front_and_back(draw: Drawer) -> Made:
    half = draw.one(3, 4, 5, 6, 8)
    page = draw.array(draw.one(8, 8, 16), 2 * half)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        Repeat(Number(half), (Swap(at(page, place), at(page, plus(place, half))), more(place))),
    )
    return program, (
        f"Exchange the first half of the {where(page)} with the second half; within a half the order stays.",
        f"Swap two adjacent blocks of {half} {size(page)}s in place, the first at {page.address}, the other right behind.",
        f"How do I trade the front {half} against the back {half} of a list of {2 * half} {size(page)}s at {page.address}?",
        f"for i < {half}: swap(a[i], a[i + {half}]); a: {where(page)}.",
        f"Player 1 owns entries 0 to {half - 1} and player 2 entries {half} to {2 * half - 1} of the {size(page)} list at {page.address}. They change sides: every entry of one trades places with the entry of the same rank of the other.",
    )


def sync_shadow(draw: Drawer) -> Made:
    live, shadow = draw.slots(*draw.one((8, 8), (16, 16)))
    changed = draw.variable(8)
    fresh, old = Here(live), Here(shadow)
    program = (
        put(changed, 0),
        Each((live, shadow), (when(check(fresh, "!=", old), put(old, fresh), more(changed)),)),
    )
    return program, (
        f"Bring the copy at {shadow.address} up to date with the {where(live)} and tell in {changed.address} how many entries had to be changed.",
        f"Shadow buffer update: {where(live)} -> {shadow.address}, and count the entries that differed into byte {changed.address}.",
        f"How do I copy a list and learn how much of it was new? Source {live.address}, copy {shadow.address}, {live.length} {size(live)}s; number of differences to {changed.address}.",
        f"My menu redraws only what changed. It keeps what it drew last ({size(shadow)}s at {shadow.address}) of the {live.length} values at {live.address}. After this call both lists are equal, and {changed.address} holds the number of entries that were not equal before (0 if none).",
        f"byte[{changed.address}] = how many of the {live.length} {size(live)}s at {live.address} and {shadow.address} differ; afterwards the second list is as the first.",
    )


def slice_with_padding(draw: Drawer) -> Made:
    length, room = draw.one(16, 20, 24, 32), draw.one(4, 6, 8)
    source, window = draw.array(8, length), draw.array(8, room)
    start, count = draw.variable(8, below=length - room + 1), draw.variable(8, below=room + 1)
    filler = draw.one(0, 0xFF, 0x20, 0x7F)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            check(place, "<", room),
            (
                If(
                    check(place, "<", count),
                    (put(at(window, place), at(source, plus(start, place))),),
                    (put(at(window, place), filler),),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Cut a slice out of the {where(source)}: byte[{count.address}] bytes (at most {room}) from index byte[{start.address}] (at most {length - room}) on go to {window.address}, and the rest of that {room}-byte window is filled with ${filler:02X}.",
        f"window = a[s:s + n], padded with ${filler:02X} to {room} bytes. a at {source.address}, s in {start.address} (<= {length - room}), n in {count.address} (<= {room}), window at {window.address}.",
        f"How do I copy n bytes into a fixed field and pad it? From {source.address} + byte[{start.address}], n = byte[{count.address}], field {window.address} of {room} bytes, pad value ${filler:02X}. n never exceeds {room}, the offset never {length - room}.",
        f"The ticker shows {room} letters at {window.address}. Fill it from the text buffer {source.address} ({length} bytes), beginning with letter number {start.address}, {count.address} letters; the places left over get the blank ${filler:02X}. The start is {length - room} at most, the count {room} at most.",
        f"{count.address} bytes of {source.address} from index {start.address} on -> {window.address}; remaining of {room}: ${filler:02X}. Limits: index <= {length - room}, count <= {room}.",
    )


def every_nth_entry(draw: Drawer) -> Made:
    step, kept = draw.one(3, 4, 5), draw.one(3, 4, 5)
    source, target = draw.array(8, step * kept), draw.array(8, kept)
    phase = draw.variable(8, below=step)
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        put(read, phase),
        put(write, 0),
        While(
            check(write, "<", kept),
            (put(at(target, write), at(source, read)), more(read, step), more(write)),
        ),
    )
    return program, (
        f"Thin a recording out: of the {where(source)} keep every {step}th byte, the first one kept being number byte[{phase.address}] (0 to {step - 1}), and put the {kept} kept ones at {target.address}.",
        f"out[i] = a[p + {step} * i], i < {kept}; a: {source.address}, p: byte {phase.address} < {step}, out: {target.address}. Bytes.",
        f"How do I pick one field out of {kept} packed {step}-byte entries? Entries from {source.address}, field number {phase.address} (below {step}), results one behind the other at {target.address}.",
        f"At {source.address} lie {kept} records of {step} bytes. Gather byte number {phase.address} of each (it is less than {step}) into the list {target.address}.",
        f"Column {phase.address} (< {step}) of a table with {kept} lines of {step} bytes at {source.address}, to {target.address}.",
    )


def mirror_second_half(draw: Drawer) -> Made:
    half = draw.one(3, 4, 6, 8)
    shape = draw.array(draw.one(8, 8, 16), 2 * half)
    flipped = draw.maybe(0.4)
    own = Algorithms(draw).own
    place, opposite = own("place"), own("opposite")
    source = Read(at(shape, place))
    program = (
        put(place, 0),
        put(opposite, 2 * half - 1),
        Repeat(
            Number(half),
            (
                put(at(shape, opposite), Unary("negate", source) if flipped else source),
                more(place),
                less(opposite),
            ),
        ),
    )
    note = ", each negated (two's complement)" if flipped else ""
    return program, (
        f"Make the list at {shape.address} symmetric: its last {half} {size(shape)}s become the first {half} in reverse order{note}.",
        f"a[{2 * half - 1} - i] = {'-' if flipped else ''}a[i] for i < {half}; a: {where(shape)}.",
        f"How do I complete half a curve by mirroring it? {half} {size(shape)}s at {shape.address} are there; the {half} behind them shall run backwards through the same values{note}.",
        f"I only store the rising half of my wave, {half} {size(shape)}s from {shape.address}. Build the other half right behind it as its mirror image{note}, so that the last {size(shape)} belongs to the first one.",
        f"{shape.address}, {2 * half} {size(shape)}s: overwrite the back half with the front half reversed{note}.",
    )


def value_if_uniform(draw: Drawer) -> Made:
    row, result = draw.array(8), draw.variable(8)
    none = draw.one(0xFF, 0x80, 0xEE)
    held = Algorithms(draw).own("held")
    program = (
        put(held, at(row, 0)),
        If(Some(row, check(Here(row), "==", held), all=True), (put(result, held),), (put(result, none),)),
    )
    return program, (
        f"If all of the {where(row)} are the same, store that value at {result.address}, otherwise ${none:02X}.",
        f"Are {row.length} bytes at {row.address} uniform? byte[{result.address}] = the common value, or ${none:02X} if they are mixed.",
        f"How do I tell whether a block is filled with one value, and with which? Block: {where(row)}. Answer in {result.address}; ${none:02X} means no.",
        f"The whole party must vote for the same door (votes: {where(row)}). Write the door that everybody chose to {result.address}; if they do not agree, ${none:02X}.",
        f"{result.address} := a[0] if a[i] == a[0] for each i, else ${none:02X} (a = {where(row)}).",
    )


def largest_free_run(draw: Drawer) -> Made:
    blocks = draw.array(8, draw.one(8, 10, 12, 16, 20))
    start, length = draw.variable(8), draw.variable(8)
    run = Algorithms(draw).own("run")
    free = draw.one(0, 0, 0xFF)
    program = (
        put(run, 0),
        put(length, 0),
        put(start, 0xFF),
        Each(
            (blocks,),
            (
                If(
                    check(Here(blocks), "==", free),
                    (
                        more(run),
                        when(check(run, ">", length), put(length, run), put(start, minus(plus(Index(), 1), run))),
                    ),
                    (put(run, 0),),
                ),
            ),
        ),
    )
    return program, (
        f"Find the longest stretch of free blocks (${free:02X}) in the {where(blocks)}: its first index goes to {start.address}, its length to {length.address}. The first one counts if several are as long; with no free block at all store $FF and 0.",
        f"Largest gap in an allocation map: {where(blocks)}, ${free:02X} = free. Start index -> {start.address} ($FF: none), length -> {length.address} (0: none). Ties: the earlier gap.",
        f"How do I find where most entries in a row are ${free:02X}? List {where(blocks)}; start to {start.address}, how many to {length.address}; earliest of equals; nothing found: $FF, 0.",
        f"A big enemy needs room among the {blocks.length} sprite tiles' owner bytes at {blocks.address} (${free:02X}: nobody). Where does the widest unowned piece begin and how wide is it? {start.address} and {length.address}; the leftmost of equally wide ones; none: $FF and 0.",
    )


def to_front_of_recent(draw: Drawer) -> Made:
    recent = draw.array(draw.one(8, 8, 16), draw.one(4, 5, 6, 8, 10))
    used = draw.variable(8, below=recent.length)
    own = Algorithms(draw).own
    held, place = own("held", recent.width), own("place")
    program = (
        put(held, at(recent, used)),
        put(place, used),
        While(
            check(place, "!=", 0),
            (put(at(recent, place), at(recent, minus(place, 1))), less(place)),
        ),
        put(at(recent, 0), held),
    )
    return program, (
        f"Move entry number byte[{used.address}] of the {where(recent)} to the front; those that were before it move back by one. The number is below {recent.length}.",
        f"Move-to-front: list {where(recent)}, index in {used.address} (< {recent.length}). The rest keeps its order.",
        f"How do I keep a most-recently-used list? {recent.length} {size(recent)}s at {recent.address}; the one at index {used.address} (always under {recent.length}) was just used and becomes the first.",
        f"Items in my quick menu ({where(recent)}) are ordered by last use. The player used place {used.address}, 0 to {recent.length - 1}: pull that one out, let those in front of it slide back a place, and put it first.",
        f"t = a[n]; a[1..n] = a[0..n - 1]; a[0] = t. a: {size(recent)}s at {recent.address}; n: {used.address}, n < {recent.length}.",
    )


def stamp_clipped(draw: Drawer) -> Made:
    line = draw.array(8, draw.one(16, 20, 24, 32))
    stamp = draw.table(draw.one(3, 4, 5, 6))
    x = draw.variable(8, below=line.length)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            check(place, "<", stamp.length),
            (
                when(check(plus(x, place), ">=", line.length), Stop()),
                put(at(line, plus(x, place)), at(stamp, place)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Draw the {stamp.length} bytes {listed(stamp)} into the line of {line.length} bytes at {line.address}, from column byte[{x.address}] (below {line.length}) on, and cut off what would run past the end of the line.",
        f"Clipped copy: {listed(stamp)} to {line.address} + byte[{x.address}], nothing beyond {line.address} + {line.length - 1}. Column < {line.length}.",
        f"How do I place a {stamp.length}-tile strip at column n of a {line.length}-tile row without writing behind the row? Row {line.address}, n in {x.address} (less than {line.length}), tiles {listed(stamp)}.",
        f"A fish of {stamp.length} tiles ({listed(stamp)}) swims out of the picture at the right: the row has {line.length} bytes from {line.address}, its head column is in {x.address} and lies inside the row. Tiles that are already outside are not drawn.",
        f"for i < {stamp.length}: if x + i < {line.length}: row[x + i] = s[i]. row {line.address}, x = byte {x.address} < {line.length}, s = {listed(stamp)}.",
    )


def soften_list(draw: Drawer) -> Made:
    raw = draw.array(8, draw.one(5, 6, 8, 10, 12))
    smooth = draw.array(8, raw.length)
    place = Algorithms(draw).own("place")
    last = raw.length - 1
    between = Binary("average", Read(at(raw, minus(place, 1))), Read(at(raw, plus(place, 1))))
    program = (
        put(at(smooth, 0), at(raw, 0)),
        put(at(smooth, last), at(raw, last)),
        put(place, 1),
        While(
            check(place, "<", last),
            (put(at(smooth, place), Binary("average", between, Read(at(raw, place)))), more(place)),
        ),
    )
    return program, (
        f"Smooth the {where(raw)} into {smooth.address}: the first and the last are copied, and each one between becomes the average of itself and the average of its two neighbours (each average rounded down, without overflow).",
        f"out[i] = (((a[i-1] + a[i+1]) >> 1) + a[i]) >> 1, sums in 9 bits; out[0] = a[0], out[{last}] = a[{last}]. a {raw.address}, out {smooth.address}, {raw.length} bytes.",
        f"How do I blur a row of {raw.length} byte heights? From {raw.address} to {smooth.address}. Ends stay; inside: half the height itself plus half the neighbours' mean, i.e. mean(mean(left, right), own), all rounding down.",
        f"My terrain ({raw.length} column heights at {raw.address}) is too jagged. Write a softened one to {smooth.address}. Border columns are taken over. An inner column takes the mean of its left and right neighbours, then the mean of that and its own old height; fractions are dropped both times.",
    )


def apply_checked_patches(draw: Drawer) -> Made:
    block = draw.array(8, draw.one(8, 12, 16, 24))
    offsets, old, new = draw.slots(8, 8, 8)
    done = draw.variable(8)
    place = Algorithms(draw).own("place")
    target = at(block, place)
    program = (
        put(done, 0),
        Each(
            (offsets, old, new),
            (
                put(place, Here(offsets)),
                when(
                    check(place, "<", block.length),
                    when(check(target, "==", Here(old)), put(target, Here(new)), more(done)),
                ),
            ),
        ),
    )
    return program, (
        f"Apply {offsets.length} patches to the {where(block)}, in order: patch i has its offset in byte i of {offsets.address}, the value expected there in {old.address} and the new value in {new.address}. A patch is skipped if the offset is {block.length} or more or the byte is not the expected one. Count the applied ones in {done.address}.",
        f"for i < {offsets.length}: o = offs[i]; if o < {block.length} and b[o] == old[i]: b[o] = new[i], ++n. offs {offsets.address}, old {old.address}, new {new.address}, b {block.address}, n -> {done.address} (from 0). Bytes.",
        f"How do I patch bytes only where the old value is right? Lists of {offsets.length} bytes: offsets {offsets.address}, old {old.address}, new {new.address}; data {where(block)}; offsets outside are ignored. Successes to {done.address}.",
        f"My cheat list has {offsets.length} codes: place ({offsets.address} + n), compare value ({old.address} + n), replacement ({new.address} + n). Run through them and change the save block at {block.address} ({block.length} bytes) wherever the compare value is found at the place. Places past the block do nothing. {done.address}: how many took effect.",
    )


def cycle_three_lists(draw: Drawer) -> Made:
    one, two, three = draw.slots(*draw.one((8, 8, 8), (16, 16, 16)))
    onward = draw.maybe(0.5)
    held = Algorithms(draw).own("held", one.width)
    a, b, c = Here(one), Here(two), Here(three)
    turned = (put(a, c), put(c, b), put(b, held)) if onward else (put(a, b), put(b, c), put(c, held))
    program = (Each((one, two, three), (put(held, a), *turned)),)
    way = (
        f"{one.address} to {two.address}, {two.address} to {three.address}, {three.address} to {one.address}"
        if onward
        else f"{two.address} to {one.address}, {three.address} to {two.address}, {one.address} to {three.address}"
    )
    return program, (
        f"Three lists of {one.length} {size(one)}s each change places in a circle: {way}.",
        f"Rotate three blocks of {one.length} {size(one)}s: contents of {way}.",
        f"How do I pass three arrays round without a fourth? {one.length} {size(one)}s each; {way}.",
        f"Every player hands his whole hand of {one.length} cards (a {size(one)} a card) to the next one. The hands lie at {one.address}, {two.address} and {three.address}, and go {way}, card by card in the same order.",
        f"Simultaneously: {way}; {one.length} {size(one)}s each.",
    )


def mask_of_differences(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8, 8)
    one, two = draw.array(8, length), draw.array(8, length)
    mask = draw.variable(8)
    bit = Algorithms(draw).own("bit")
    same = draw.maybe(0.4)
    program = (
        put(mask, 0),
        put(bit, 1),
        Each(
            (one, two),
            (
                when(check(Here(one), "==" if same else "!=", Here(two)), put(mask, joined(mask, bit))),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    word = "equal" if same else "different"
    return program, (
        f"Compare the {length} bytes at {one.address} with those at {two.address} and make a mask of it in {mask.address}: bit i is set if the bytes number i are {word}; all higher bits are 0.",
        f"mask bit i = (a[i] {'==' if same else '!='} b[i]), i < {length}. a {one.address}, b {two.address}, byte mask {mask.address}, rest 0.",
        f"How do I get one bit per {'matching' if same else 'changed'} byte of two {length}-byte records ({one.address}, {two.address})? Lowest bit for the first pair; result to {mask.address}.",
        f"A code lock has {length} dials: set ones from {one.address}, right ones from {two.address}. Lamp i (bit i of {mask.address}, other bits off) lights for each dial that is {'right' if same else 'wrong'}.",
    )


def copy_with_total(draw: Drawer) -> Made:
    source, target = draw.slots(8, 8)
    total = draw.variable(16)
    key = draw.one(0, 0, draw.rng.randrange(1, 256))
    element: Expression = Read(Here(source))
    moved = toggled(element, key) if key else element
    program = (
        put(total, 0),
        Each((source, target), (put(Here(target), moved), more(total, Widened(Read(Here(source)))))),
    )
    how = f" exclusive-ored with ${key:02X}" if key else ""
    return program, (
        f"Copy the {where(source)} to {target.address}{', each' + how if key else ''}, and put the 16-bit sum of the bytes {'as they were before ' if key else ''}into {total.address}.",
        f"One pass: {source.length} bytes {source.address} -> {target.address}{how}; word[{total.address}] = sum of the {'source ' if key else ''}bytes.",
        f"How do I copy a save block and checksum it at once? {where(source)} to {target.address}{how}; the sum of the source bytes as a word at {total.address}.",
        f"The backup routine should move {source.length} bytes from {source.address} to {target.address}{how} and leave their plain sum (source values, 16 bits) at {total.address} for the header.",
    )


def fill_hidden_page(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    length = draw.one(4, 6, 8, 12)
    fresh, first, second = (draw.array(width, length) for _ in range(3))
    page = draw.variable(8)
    bit = draw.one(1, 1, 0x80)
    program = (
        If(Bits(Read(page), bit, "any"), (Copy(fresh, first),), (Copy(fresh, second),)),
        put(page, toggled(page, bit)),
    )
    return program, (
        f"Double buffering: copy the {where(fresh)} to the buffer that is not shown, then show it. Bit ${bit:02X} of {page.address} is 0 while the buffer at {first.address} is shown and 1 while the one at {second.address} is; turn it over at the end and leave the other bits.",
        f"if byte[{page.address}] & ${bit:02X}: copy {fresh.address} to {first.address}, else to {second.address} ({length} {size(fresh)}s); then byte[{page.address}] ^= ${bit:02X}.",
        f"How do I write to the back page and flip? Data {where(fresh)}; pages {first.address} (shown if bit ${bit:02X} of {page.address} is clear) and {second.address} (shown if it is set). Write the page that isn't shown, toggle the bit.",
        f"Two pages of {length} {size(fresh)}s: {first.address} and {second.address}. The flag bit ${bit:02X} at {page.address} names the visible one (clear: first). Put the new contents from {fresh.address} on the invisible page and swap the pages' roles.",
    )


def list_busy_numbers(draw: Drawer) -> Made:
    states = draw.array(8, draw.one(6, 8, 10, 12))
    found = draw.array(8, states.length + 1)
    least = draw.one(1, 2, 0x10, 0x80)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        Each(
            (states,),
            (when(check(Here(states), ">=", least), put(at(found, place), Index()), more(place)),),
        ),
        put(at(found, place), 0xFF),
    )
    return program, (
        f"Make an index list: the numbers of those of the {where(states)} that are at least ${least:02X}, in order, to {found.address}, with $FF behind the last one.",
        f"out = [i for i if s[i] >= ${least:02X}] + [$FF]. s: {where(states)}, out: {found.address}. Unsigned; what lies behind the $FF stays.",
        f"How do I collect which slots are busy? {where(states)}; busy: ${least:02X} or more (unsigned). Slot numbers to {found.address} ff., ended by $FF.",
        f"The radar wants the numbers of the enemies whose state is ${least:02X} or higher: {states.length} states from {states.address}. Write the numbers to {found.address}, lowest first, and close the list with $FF.",
    )


def order_of_blocks(draw: Drawer) -> Made:
    one, two = draw.slots(8, 8)
    result = draw.variable(8)
    before, after = draw.one((0xFF, 1), (2, 1), (1, 2), (0x80, 0x40))
    program = (
        put(result, 0),
        Each(
            (one, two),
            (
                when(
                    check(Here(one), "!=", Here(two)),
                    put(result, either(check(Here(one), "<", Here(two)), before, after)),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Compare two blocks of {one.length} bytes like memcmp: {one.address} against {two.address}. The first place where they differ decides: ${before:02X} to {result.address} if the first block's byte is smaller (unsigned), ${after:02X} if it is larger; 0 if they are equal all through.",
        f"memcmp({one.address}, {two.address}, {one.length}) -> byte {result.address}: less ${before:02X}, equal 0, greater ${after:02X}.",
        f"How do I order two {one.length}-byte keys, most significant byte first? Keys at {one.address} and {two.address}; {result.address} = ${before:02X} (first is lower), 0 (same) or ${after:02X} (first is higher).",
        f"Which of two names of {one.length} letters comes first in the dictionary? Letters at {one.address} and {two.address}, compared by code from the left. If the first name does, ${before:02X} to {result.address}, if the second one does, ${after:02X}, and 0 if they are the same name.",
    )


RECIPES = (
    roll_by_places,
    exchange_front_and_back,
    sync_shadow,
    slice_with_padding,
    every_nth_entry,
    mirror_second_half,
    value_if_uniform,
    largest_free_run,
    to_front_of_recent,
    stamp_clipped,
    soften_list,
    apply_checked_patches,
    cycle_three_lists,
    mask_of_differences,
    copy_with_total,
    fill_hidden_page,
    list_busy_numbers,
    order_of_blocks,
)
