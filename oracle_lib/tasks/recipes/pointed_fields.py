"""Records behind a pointer and in record lists: fields of several widths read, joined, checked and changed together."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Count,
    Each,
    Field,
    Here,
    If,
    Number,
    Pointed,
    Product,
    Read,
    Saturating,
    Shifted,
    Stop,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
    part,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
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


def header_behind_pointer(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=16)
    width, height, tiles, kind = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    w, h, t, k = addresses(width, height, tiles, kind)
    p, bits = pointer.address, pointer.width
    size_ = Pointed(pointer, Number(0))
    program = (
        put(kind, Field(Read(Pointed(pointer, Number(1))), 5, 3)),
        put(width, plus(masked(Read(size_), 15), 1)),
        put(height, plus(Shifted(Read(size_), "right", 4), 1)),
        put(tiles, Product(Read(width), Read(height))),
    )
    return program, (
        f"Write a routine that reads a map header through the {bits}-bit pointer in the direct page at {p}. Byte 0: low nibble plus 1 to {w} (width), high nibble plus 1 to {h} (height); byte 1: its top 3 bits to {k} (kind). The word {t} becomes width times height.",
        f"header at ({p}), {bits}-bit pointer: [0] = hhhhwwww, [1] = kkk.....; {w} = w + 1, {h} = h + 1, {k} = k, word {t} = product.",
        f"b = [ptr + 0], c = [ptr + 1]; byte[{w}] = (b & 15) + 1; byte[{h}] = (b >> 4) + 1; byte[{k}] = c >> 5; word[{t}] = byte[{w}] * byte[{h}]; ptr = {bits} bits at {p}.",
        f"{p} points to a room ({bits // 8} bytes of address). Its first byte is the size, each side less one, height in the left digit and width in the right; the second byte has the kind in the three highest bits. I need width ({w}), height ({h}), kind ({k}) and how many tiles that makes ({t}, two bytes).",
    )


def apply_item_record(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=8)
    health, magic, used = draw.variable(8), draw.variable(8), draw.variable(8)
    h, m, u = addresses(health, magic, used)
    p, bits = pointer.address, pointer.width
    kind, amount = Pointed(pointer, Number(0)), Pointed(pointer, Number(1))
    top = draw.one(80, 99, 120, 160)
    own = Algorithms(draw).own("kind")
    program = (
        put(own, masked(Read(kind), 3)),
        put(used, 1),
        ladder(
            (check(own, "==", 0), (put(health, Saturating("add", Read(health), Read(amount), top)),)),
            (check(own, "==", 1), (put(magic, Saturating("add", Read(magic), Read(amount), top)),)),
            (check(own, "==", 2), (put(health, top), put(magic, top))),
            otherwise=(put(used, 0),),
        ),
    )
    return program, (
        f"Write a routine that uses the item record that the {bits}-bit pointer {p} points to. The low two bits of its byte 0 say what: 0 adds its byte 1 to the health {h}, 1 adds it to the magic {m} (either at most {top}, also if it was more), 2 sets both to {top}, 3 does nothing. {u} is 1, but 0 for kind 3.",
        f"item at ptr {p} ({bits} bits): k = [0] & 3, n = [1]. 0: {h} = min({h} + n, {top}); 1: {m} = min({m} + n, {top}); 2: both = {top}; 3: none. {u} = k != 3.",
        f"k = [ptr] & 3; n = [ptr + 1]; k == 0: H = min(H + n, {top}); k == 1: M = min(M + n, {top}); k == 2: H = M = {top}; byte[{u}] = k != 3; H = byte[{h}], M = byte[{m}], ptr = {p} ({bits}-bit).",
        f"Drinking a bottle: {p} (a pointer of {bits // 8} bytes) leads to its description, kind and strength. The kind is in two bits of the first byte: red (0) for health, green (1) for magic, blue (2) for everything up to {top}, empty (3). Red and green give as much as the second byte says, and nothing ever exceeds {top}. Health {h}, magic {m}; {u} becomes 0 for an empty bottle and 1 for the rest.",
    )


def flag_in_record_set_once(draw: Drawer) -> Made:
    pointer = replace(draw.pointer(), length=16)
    offset = draw.rng.randrange(2, 12)
    bit = draw.rng.randrange(8)
    count, prize = draw.variable(8), draw.variable(8)
    c, z = addresses(count, prize)
    p, bits = pointer.address, pointer.width
    place = Pointed(pointer, Number(offset))
    program = (
        put(prize, 0),
        when(
            Bits(Read(place), 1 << bit, "none"),
            put(place, joined(Read(place), 1 << bit)),
            put(prize, Field(Read(Pointed(pointer, Number(offset + 1))), 0, 6)),
            more(count),
        ),
    )
    return program, (
        f"Write a routine that opens a chest described by the record at the {bits}-bit pointer {p}. If bit {bit} of its byte {offset} is clear, that bit is set, {z} becomes the low six bits of its byte {offset + 1}, and {c} rises by 1. If it's set already, {z} becomes 0 and nothing else happens.",
        f"ptr {p} ({bits} bits): [{offset}] bit {bit} clear -> set it, {z} = [{offset + 1}] & 63, ++{c}. Set -> {z} = 0.",
        f"if !([p + {offset}] & ${1 << bit:02X}): [p + {offset}] |= ${1 << bit:02X}; byte[{z}] = [p + {offset + 1}] & $3F; byte[{c}] += 1; else byte[{z}] = 0; p = pointer at {p}, {bits}-bit.",
        f"A chest can be opened once: its record, to which {p} points ({bits // 8} bytes), keeps that in bit {bit} of byte {offset} and in the next byte what is in it (the two top bits aren't part of it). An unopened one gives that to {z} and counts in {c}. An opened one gives 0.",
    )


def scaled_field_of_record(draw: Drawer) -> Made:
    places, kinds = draw.records(16, 8)
    number, x, kind = draw.variable(8, below=places.length), draw.variable(16), draw.variable(8)
    a, b, n, x_, k = addresses(places, kinds, number, x, kind)
    step, count = places.step, places.length
    program = (
        put(kind, part(at(kinds, number), 4, 4)),
        put(x, Shifted(masked(at(places, number), 0x03FF), "left", 3)),
    )
    return program, (
        f"Write a routine that fetches record {n} (below {count}) of records of {step} bytes: the high nibble of its kind byte (the first record's is at {b}) goes to {k}, the low ten bits of its place word (the first record's is at {a}) times 8 to the word {x_}.",
        f"i = {n} < {count}, stride {step}: {k} = byte[{b} + {step}i] >> 4; word {x_} = (word[{a} + {step}i] & $3FF) * 8.",
        f"i = byte[{n}]; byte[{k}] = byte[{b} + {step} * i] >> 4; word[{x_}] = (word[{a} + {step} * i] & 1023) << 3; i below {count}.",
        f"There are {count} signposts in a list with {step} bytes for each. The first one's place is the word {a} (ten bits of it, in tiles of 8 pixels) and its kind the upper half of the byte {b}. For signpost number {n}, counted from 0 and existing, I want the pixel position in {x_} and the kind as 0 to 15 in {k}.",
    )


def record_updated_by_command(draw: Drawer) -> Made:
    states, timers = draw.records(8, 8)
    command = draw.variable(8)
    a, b, c = addresses(states, timers, command)
    step = states.step
    number = replace(Algorithms(draw).own("number"), below=4)
    delay = draw.rng.randrange(10, 200)
    program = (
        put(number, masked(command, 3)),
        If(
            Bits(Read(command), 0x80, "any"),
            (put(at(states, number), joined(at(states, number), 0x80)), put(at(timers, number), delay)),
            (put(at(states, number), masked(at(states, number), 0x7F)), put(at(timers, number), 0)),
        ),
    )
    return program, (
        f"Write a routine that carries out the command {c}: its low two bits are the number of a lamp, bit 7 says on or off. Lamps are records of {step} bytes with the state at {a} and the timer at {b} for lamp 0. On: bit 7 of the state is set and the timer becomes {delay}. Off: bit 7 is cleared and the timer becomes 0. The state's other bits stay.",
        f"{c} = n.....ii: lamp i (records every {step} bytes; state {a}, timer {b}): n ? state |= $80, timer = {delay} : state &= $7F, timer = 0.",
        f"i = byte[{c}] & 3; s = byte[{a} + {step}i]; t = byte[{b} + {step}i]; byte[{c}] & $80 ? (s |= $80, t = {delay}) : (s &= $7F, t = 0).",
        f"Four lamps are switched by commands of one byte, {c}. Which one: the two lowest bits. On or off: the highest. A lamp that is on has the top bit of its state and {delay} frames to burn; a lamp that is off has neither. Records are {step} bytes apart, the first state at {a} and the first timer at {b}.",
    )


def copy_masked_fields(draw: Drawer) -> Made:
    source, target = draw.slots(16, 16)
    number = draw.variable(8, below=source.length)
    mask = draw.variable(16)
    s, t, n, m = addresses(source, target, number, mask)
    count = source.length
    own = Algorithms(draw).own("kept", 16)
    program = (
        put(own, masked(at(target, number), toggled(mask, 0xFFFF))),
        put(at(target, number), joined(own, masked(at(source, number), mask))),
    )
    return program, (
        f"Write a routine that copies some bits of entry {n} (below {count}) from the words at {s} to the words at {t}: those that are set in the mask word {m}; the target's other bits stay.",
        f"i = {n} < {count}: word {t}[i] = (word {t}[i] & ~M) | (word {s}[i] & M), M = word {m}.",
        f"i = byte[{n}]; t[i] ^= (t[i] ^ s[i]) & word[{m}]; s words {s}, t words {t}, i below {count}.",
        f"My editor pastes attributes selectively. The clipboard has {count} words ({s}), the map {count} as well ({t}), and {m} has a one for each bit that is to be taken over. Paste entry {n} and keep what isn't selected.",
    )


def total_of_owned_kind(draw: Drawer) -> Made:
    owners, values = draw.records(8, 16)
    player, total, count = draw.variable(8, below=8), draw.variable(16), draw.variable(8)
    a, b, p, t, c = addresses(owners, values, player, total, count)
    n, step = owners.length, owners.step
    program = (
        put(total, 0),
        put(count, 0),
        Each(
            (owners, values),
            (
                when(
                    Both(
                        Bits(Read(Here(owners)), 0x80, "none"),
                        check(masked(Here(owners), 7), "==", player),
                    ),
                    more(count),
                    put(total, plus(total, masked(Here(values), 0x0FFF))),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds up what player {p} (0-7) earns from {n} mines, records of {step} bytes: the owner byte (first at {a}) has the player in bits 0-2 and bit 7 set if the mine is closed; the yield word (first at {b}) counts in its low 12 bits. The open mines of this player give the sum {t} (word, wrapping) and the number {c}.",
        f"{n} records x {step} bytes: owner {a} = x....ppp, yield word {b} & $FFF. p == {p} (< 8) and x clear: word {t} += yield, ++{c}; both from 0.",
        f"for i < {n}: o = byte[{a} + {step}i]; if !(o & $80) && (o & 7) == byte[{p}]: c += 1, s += word[{b} + {step}i] & 4095; word[{t}] = s, byte[{c}] = c; player below 8.",
        f"Payday for player {p} (one of 0 to 7). Of my {n} mines each has {step} bytes: one says whose it is, in three bits, and by its top bit that it's shut down ({a} for the first), and a word has the yield in all but its first digit ({b} for the first). Total of his working mines: {t}; how many these are: {c}.",
    )


def insert_by_field_rank(draw: Drawer) -> Made:
    entries = draw.array(16, draw.one(5, 6, 8, 10))
    new, place = draw.variable(16), draw.variable(8)
    e, n, p = addresses(entries, new, place)
    count = entries.length
    own = Algorithms(draw).own
    rank, slot = own("rank", 16), replace(own("slot"), below=count)
    program = (
        put(rank, masked(new, 0xFF00)),
        put(place, Count(entries, check(masked(Here(entries), 0xFF00), ">=", rank))),
        when(check(place, "<", count), put(slot, place), put(at(entries, slot), new)),
    )
    return program, (
        f"Write a routine that ranks the word {n} among {count} words at {e} by the high byte: {p} becomes the number of entries whose high byte is at least as great as its own (unsigned). If that is below {count}, the entry of that index is overwritten by the new word.",
        f"{p} = #(hi(word {e}[i]) >= hi(word {n}), i < {count}); {p} < {count}: {e}[{p}] = {n}. No shifting of the others.",
        f"k = count(w >> 8 >= word[{n}] >> 8 for w in {count} words at {e}); byte[{p}] = k; if k < {count}: w[k] = word[{n}].",
        f"A ladder of {count} players, {e}, two bytes each: strength above, name code below, strongest first. The challenger {n} comes behind all who are as strong or stronger; how many these are goes to {p}. Whoever stood in that place is thrown out and replaced, everyone else stays where he is. If all are stronger or equal nobody goes.",
    )


def ring_of_packed_events(draw: Drawer) -> Made:
    ring = draw.array(16, draw.one(4, 8, 16))
    tail, count = draw.variable(8, below=ring.length), draw.variable(8)
    kind, argument = draw.variable(8), draw.variable(8)
    r, t, c, k, a = addresses(ring, tail, count, kind, argument)
    n = ring.length
    event = Algorithms(draw).own("event", 16)
    program = (
        when(check(masked(count, 0x0F), "==", 0), put(kind, 0xFF), Stop()),
        put(event, at(ring, tail)),
        put(kind, part(event, 10, 6)),
        put(argument, part(event, 0, 8)),
        put(tail, masked(plus(tail, 1), n - 1)),
        less(count),
    )
    return program, (
        f"Write a routine that takes the oldest event out of a ring of {n} words at {r}. The number of waiting events is the low nibble of {c}; if it is 0, {k} becomes $FF and nothing else happens. Otherwise the word at index {t} (below {n}) is split: bits 10-15 to {k}, bits 0-7 to {a}; the index moves on, back to 0 after {n - 1}, and {c} falls by 1.",
        f"ring {r}[{n}] words, tail {t}; ({c} & 15) == 0: {k} = $FF, return. w = ring[tail]; {k} = w >> 10; {a} = w & $FF; tail = (tail + 1) & {n - 1}; --{c}.",
        f"if byte[{c}] & 15: w = word[{r} + 2 * byte[{t}]]; byte[{k}] = w >> 10; byte[{a}] = w & 255; byte[{t}] = (byte[{t}] + 1) % {n}; byte[{c}] -= 1; else byte[{k}] = $FF.",
        f"Events wait as words in a circle of {n} ({r}): six bits what, two unused, eight bits more about it. {t} is the next to come, and the right digit of {c} how many there are (its left digit is a flag nibble and keeps its value). Fetch one into {k} and {a} and step on; with none waiting only say so by $FF in {k}.",
    )


RECIPES = (
    header_behind_pointer,
    apply_item_record,
    flag_in_record_set_once,
    scaled_field_of_record,
    record_updated_by_command,
    copy_masked_fields,
    total_of_owned_kind,
    insert_by_field_rank,
    ring_of_packed_events,
)
