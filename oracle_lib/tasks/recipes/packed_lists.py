"""Lists whose entries are packed words or bytes: counted, chosen, changed and split by the fields in them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Field,
    Here,
    If,
    Index,
    Number,
    Read,
    Scaled,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    ladder,
    lifted,
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
    when,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def orders_of_table_served(draw: Drawer) -> Made:
    orders = draw.array(16, draw.one(6, 8, 10, 12))
    kind, served, total = draw.variable(8, below=8), draw.variable(8), draw.variable(16)
    o, k, s, t = addresses(orders, kind, served, total)
    n = orders.length
    open_ = Bits(Read(Here(orders)), 0x8000, "any")
    program = (
        put(served, 0),
        put(total, 0),
        Each(
            (orders,),
            (
                when(
                    Both(open_, check(part(Here(orders), 12, 3), "==", kind)),
                    put(Here(orders), masked(Here(orders), 0x7FFF)),
                    more(served),
                    put(total, plus(total, masked(Here(orders), 0x0FFF))),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that serves orders: {n} words at {o}, bit 15 open, bits 12-14 the kind, bits 0-11 the price. Every open order of the kind {k} (0-7) is closed (bit 15 cleared), counted in {s}, and its price added to the word {t} (modulo 65536); both results start at 0.",
        f"{n} words {o} = okkkpppp pppppppp; for o = 1 and k = byte {k} (<8): clear o, ++{s}, word {t} += p. {s}, {t} from 0.",
        f"for w in {n} words at {o}: if w & $8000 && (w >> 12 & 7) == byte[{k}]: w &= $7FFF, byte[{s}] += 1, word[{t}] += w & $0FFF; results start at 0; byte[{k}] < 8.",
        f"Today the smith makes things of kind {k} (0 to 7). In the order book, {n} words from {o}, an entry has its price in twelve bits, the kind in three, and on top a one as long as it isn't done. Do all that fit: take that bit away, count them ({s}), add up what they pay ({t}, two bytes). Yesterday's figures in {s} and {t} don't count.",
    )


def wounded_fields_heal(draw: Drawer) -> Made:
    units = draw.array(16, draw.one(5, 6, 8, 12))
    healed = draw.variable(8)
    u, h = addresses(units, healed)
    n, gain = units.length, draw.rng.randrange(2, 12)
    own = Algorithms(draw).own("health", 16)
    program = (
        put(healed, 0),
        Each(
            (units,),
            (
                put(own, masked(Here(units), 0x3F)),
                when(
                    Both(check(own, "!=", 0), check(own, "<", 50)),
                    put(own, Binary("min", plus(own, gain), Number(50, 16))),
                    put(Here(units), joined(masked(Here(units), 0xFFC0), own)),
                    more(healed),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that heals an army of {n} units, words at {u} with the health in bits 0-5. A unit whose health is neither 0 nor 50 or more gains {gain}, at most up to 50; bits 6-15 are kept. {h} becomes the number of units healed.",
        f"{n} words {u}, hp = w & 63. 0 < hp < 50: hp = min(hp + {gain}, 50), upper ten bits unchanged, count -> {h}.",
        f"for w in {n} words at {u}: p = w & 63; if 0 < p < 50: w = (w & $FFC0) | min(p + {gain}, 50), c += 1; byte[{h}] = c.",
        f"After a night's rest those who live but aren't well are better: {gain} points each, no further than 50. My {n} units are words from {u}, and what they have left is in the six lowest bits (the dead have 0; some have more than 50 already and stay so). Don't touch the other bits. How many were helped? {h}.",
    )


def split_words_to_lists(draw: Drawer) -> Made:
    words, kinds, amounts = draw.slots(16, 8, 8)
    w, k, a = addresses(words, kinds, amounts)
    n = words.length
    low, bits = draw.one((0, 5), (0, 7), (0, 6))
    second = draw.one(7, 8)
    program = (
        Each(
            (words, kinds, amounts),
            (
                put(Here(kinds), part(Here(words), low, bits)),
                put(Here(amounts), plus(part(Here(words), second, 4), 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that splits {n} packed words at {w} into two byte lists: bits 0-{bits - 1} of each to the list at {k}, the number in {bits_told(second, 4)} plus 1 to the list at {a}.",
        f"{n} words {w} -> bytes {k}[i] = w & ${(1 << bits) - 1:02X}, {a}[i] = (w >> {second} & 15) + 1.",
        f"for i < {n}: k[i] = w[i] & {(1 << bits) - 1}; a[i] = (w[i] >> {second} & 15) + 1; w words {w}, k bytes {k}, a bytes {a}.",
        f"The bag is saved as {n} words ({w}): what it is in the lowest {bits} bits, and how many less one in four bits from bit {second}. While playing I use a list of things ({k}) and a list of amounts ({a}), bytes. Fill both.",
    )


def join_lists_to_words(draw: Drawer) -> Made:
    kinds, levels, words = draw.slots(8, 8, 16)
    k, v, w = addresses(kinds, levels, words)
    n = words.length
    bits = draw.one(4, 5, 6)
    program = (
        Each(
            (kinds, levels, words),
            (
                put(
                    Here(words),
                    joined(
                        Widened(Read(Here(kinds))),
                        lifted(masked(Here(levels), (1 << bits) - 1), 8),
                    ),
                ),
                when(check(Here(kinds), "==", 0), put(Here(words), 0)),
            ),
        ),
    )
    return program, (
        f"Write a routine that packs {n} pairs of bytes into words at {w}: the kind (from {k}) is the low byte, the lowest {bits} bits of the level (from {v}) are the bits from 8 up. Where the kind is 0 the whole word is 0.",
        f"{n}x: word {w}[i] = kind {k}[i] | (level {v}[i] & ${(1 << bits) - 1:02X}) << 8, but 0 for kind 0.",
        f"for i < {n}: w[i] = k[i] ? k[i] | (v[i] & {(1 << bits) - 1}) << 8 : 0; k bytes {k}, v bytes {v}, w words {w}.",
        f"Saving the party: {n} members, each with a kind ({k} ...) and a level ({v} ...), a byte apiece. In the file a member is one word ({w} ...), kind below, {bits} bits of level above, whatever more a level has is dropped. An empty seat has kind 0, and its word must be 0 even if an old level still lies about.",
    )


def visible_entries_drawn(draw: Drawer) -> Made:
    entries, shown = draw.slots(16, 8)
    count = draw.variable(8)
    e, s, c = addresses(entries, shown, count)
    n = entries.length
    layer = draw.rng.randrange(4)
    program = (
        put(count, 0),
        Each(
            (entries, shown),
            (
                If(
                    check(masked(Here(entries), 0xC000), "==", layer << 14),
                    (put(Here(shown), part(Here(entries), 0, 8)), more(count)),
                    (put(Here(shown), 0),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that filters {n} words at {e} by layer, which is bits 14-15: for those of layer {layer} the low byte goes to the same place in the byte list at {s}, for all others 0 does. {c} becomes the number of the former.",
        f"i < {n}: byte {s}[i] = (word {e}[i] >> 14) == {layer} ? low byte : 0; {c} = matches.",
        f"for i < {n}: s[i] = w[i] & $C000 == ${layer << 14:04X} ? w[i] & $FF : 0; byte[{c}] = number of matches; w words {e}, s bytes {s}.",
        f"Things in a room are words ({n} of them, {e}); the top two bits say on which of four floors, the low byte what picture. The hero is on floor {layer}. Make the list of pictures to draw ({s}, {n} bytes), with 0 for what's on another floor, and count in {c} what is on his.",
    )


def timers_in_low_nibble(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(6, 8, 12, 16))
    fired = draw.variable(8)
    s, f = addresses(slots, fired)
    n = slots.length
    program = (
        put(fired, 0),
        Each(
            (slots,),
            (
                when(
                    Bits(Read(Here(slots)), 0x0F, "any"),
                    less(Here(slots)),
                    when(
                        Bits(Read(Here(slots)), 0x0F, "none"),
                        put(Here(slots), joined(Here(slots), 0x80)),
                        more(fired),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs {n} timers, the low nibbles of the bytes at {s}: one that isn't 0 falls by 1, and if it thereby becomes 0, bit 7 of its byte is set and {f} counts it. {f} starts from 0. Bits 4-6 stay.",
        f"{n} bytes {s}, timer = b & 15: running -> -1; just expired -> set bit 7, ++{f} (from 0). Rest of each byte kept.",
        f"n = 0; for b in {n} bytes at {s}: if b & 15: b -= 1; if !(b & 15): b |= $80, n += 1; byte[{f}] = n.",
        f"Each of the {n} traps (bytes from {s}) counts down in its right hex digit. The frame in which it gets to zero it goes off: light the top bit of that byte. Traps at zero already aren't running and do nothing. I want the number that went off in {f}.",
    )


def strongest_of_packed(draw: Drawer) -> Made:
    units = draw.array(16, draw.one(5, 6, 8, 10))
    best, place = draw.variable(8), draw.variable(8)
    u, b, p = addresses(units, best, place)
    n = units.length
    low, bits = draw.one((5, 5), (8, 6), (4, 6), (10, 6))
    strength = part(Here(units), low, bits)
    own = Algorithms(draw).own
    now = own("strength")
    program = (
        put(best, 0),
        put(place, 0xFF),
        Each(
            (units,),
            (
                put(now, strength),
                when(check(now, ">", best), put(best, now), put(place, Index())),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the strongest of {n} units. A unit is a word at {u} and its strength the number in {bits_told(low, bits)}. The highest strength goes to {b}, the index of its unit (the first of equals) to {p}; if all strengths are 0, these become 0 and $FF.",
        f"{n} words {u}: max of (w >> {low} & {(1 << bits) - 1}) -> {b}, its first index -> {p}; all zero: 0 and $FF.",
        f"s[i] = w[i] >> {low} & {(1 << bits) - 1}, w = {n} words at {u}; byte[{b}] = max(s); byte[{p}] = byte[{b}] ? first i with s[i] == byte[{b}] : $FF.",
        f"Who leads the charge? My {n} units are words ({u} ...) whose {bits_told(low, bits)} say how strong they are. Put the greatest strength to {b} and that unit's number, from 0, to {p}; with several equally strong ones the front one leads. An army without strength (all 0) has no leader: $FF, and 0.",
    )


def palette_shift_in_buffer(draw: Drawer) -> Made:
    row = draw.array(16, draw.one(8, 12, 16, 20))
    step, changed_ = draw.variable(8, below=8), draw.variable(8)
    r, s, c = addresses(row, step, changed_)
    n = row.length
    own = Algorithms(draw).own
    held = own("palette")
    program = (
        put(changed_, 0),
        Each(
            (row,),
            (
                when(
                    Bits(Read(Here(row)), 0x2000, "any"),
                    put(held, masked(plus(part(Here(row), 10, 3), step), 7)),
                    put(Here(row), joined(masked(Here(row), 0xE3FF), lifted(held, 10))),
                    more(changed_),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that recolours the foreground of a tilemap row of {n} words at {r}: each word with its priority bit set gets its palette number plus {s} (below 8), modulo 8; nothing else in it changes. {c} becomes the number of such words.",
        f"{n} BG entries {r}: if priority: ppp = (ppp + byte {s}) & 7, count -> {c}. {s} < 8; tile, flips and priority kept.",
        f"for w in {n} words at {r}: if w & $2000: w = (w & $E3FF) | ((w >> 10) + byte[{s}] & 7) << 10, n += 1; byte[{c}] = n; byte[{s}] < 8.",
        f"In front of my hero stand tiles with the priority bit; they shall take another palette, {s} further round the eight (0 to 7 further). The {n} map words of the row lie at {r}; words without priority aren't touched, and in the others only the palette is. Count the changed tiles in {c}, also if the step is 0.",
    )


def expired_records_freed(draw: Drawer) -> Made:
    state, timer = draw.records(8, 8)
    freed = draw.variable(8)
    s, t, f = addresses(state, timer, freed)
    n, gap = state.length, state.step
    bit = draw.one(7, 6, 0)
    program = (
        put(freed, 0),
        Each(
            (state, timer),
            (
                when(
                    Bits(Read(Here(state)), 1 << bit, "any"),
                    If(
                        check(Here(timer), "==", 0),
                        (put(Here(state), masked(Here(state), 0xFF ^ (1 << bit))), more(freed)),
                        (less(Here(timer)),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that runs {n} effect records, one every {gap} bytes; their state bytes are at {s}, their timers at {t}. For an active one (bit {bit} of the state set): if the timer is 0, that bit is cleared and {f} counts it (from 0); otherwise the timer falls by 1. Inactive ones stay as they are.",
        f"{n} records, stride {gap}: state {s}, timer {t}. Active (bit {bit}): timer 0 -> clear the bit, ++{f}; else timer - 1. {f} starts at 0.",
        f"c = 0; for i < {n}: s = {s} + {gap}i, t = {t} + {gap}i; if [s] & ${1 << bit:02X}: [t] == 0 ? ([s] &= ${0xFF ^ (1 << bit):02X}, ++c) : --[t]; byte[{f}] = c.",
        f"Sparks, smoke and splashes share {n} places of {gap} bytes. The flag byte of the first is {s}, its timer {t}. Those that are on (bit {bit}) live a frame less, and one that has no frame left goes out by losing that bit; the byte's other bits and all places that are off stay. How many went out comes to {f}.",
    )


def packed_bonus_by_class(draw: Drawer) -> Made:
    items = draw.array(8, draw.one(4, 6, 8))
    attack, defence, other = draw.variable(8), draw.variable(8), draw.variable(8)
    i, a, d, o = addresses(items, attack, defence, other)
    n = items.length
    amount = masked(Here(items), 0x0F)
    program = (
        put(attack, 0),
        put(defence, 0),
        put(other, 0),
        Each(
            (items,),
            (
                ladder(
                    (check(masked(Here(items), 0xC0), "==", 0x40), (more(attack, amount),)),
                    (check(masked(Here(items), 0xC0), "==", 0x80), (more(defence, amount),)),
                    (check(masked(Here(items), 0xC0), "==", 0xC0), (more(other),)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds up the bonuses of {n} worn items, bytes at {i}: bits 6-7 are the class, bits 0-3 the amount. Class 1 adds the amount to the attack {a}, class 2 to the defence {d}, class 3 adds 1 to {o}, class 0 nothing. All three totals start at 0 (8 bits).",
        f"{n} item bytes {i} = cc..aaaa -> {a} = sum a of c = 1, {d} = sum a of c = 2, {o} = number of c = 3; c = 0 ignored.",
        f"for b in {n} bytes at {i}: b >> 6 == 1: A += b & 15; == 2: D += b & 15; == 3: C += 1; A, D, C -> {a}, {d}, {o}, from 0.",
        f"What he wears is a list of {n} bytes from {i}. The two top bits make it an ornament (0), a weapon (1), armour (2) or a charm (3), and the low digit tells how good it is. I need the weapons' goodness together in {a}, the armour's in {d}, and just the number of charms in {o}; start each at nothing.",
    )


def route_bits_counted(draw: Drawer) -> Made:
    steps = draw.array(8, draw.one(4, 6, 8, 12))
    x, y = draw.variable(8, signed=True), draw.variable(8, signed=True)
    s, a, b = addresses(steps, x, y)
    n = steps.length
    length = plus(Field(Read(Here(steps)), 2, 4), 1)
    way = masked(Here(steps), 3)
    order = draw.one("right, left, down, up", "up, right, down, left", "down, up, right, left")
    moves = {"right": more(x, length), "left": less(x, length), "down": more(y, length), "up": less(y, length)}
    names = order.split(", ")
    program = (
        Each(
            (steps,),
            (
                ladder(
                    *((check(way, "==", place), (moves[name],)) for place, name in enumerate(names[:3])),
                    otherwise=(moves[names[3]],),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that walks a route of {n} bytes at {s}: bits 0-1 of each are the direction (0-3: {order}), bits 2-5 the distance less 1. The distance is added to or taken from the x byte {a} (right +, left -) or the y byte {b} (down +, up -); both wrap.",
        f"{n} steps {s}: dir = b & 3 ({order}), len = (b >> 2 & 15) + 1. Update x {a}, y {b} (8 bits, y down).",
        f"for b in {n} bytes at {s}: n = (b >> 2 & 15) + 1; move (x, y) by n towards ({order})[b & 3]; x = byte {a}, y = byte {b}, modulo 256.",
        f"A guard's round is {n} bytes long ({s} on). In each, two bits say where to ({order}, counted from 0), the four above them how far, 1 to 16 fields stored as 0 to 15; the top two bits are for something else. Starting from column {a} and row {b} as they are now, where does he end up? Leave the result in the same bytes.",
    )


def shelf_word_lookup(draw: Drawer) -> Made:
    shelf = draw.array(16, draw.one(4, 8, 16))
    slot, price, sold, found = (
        draw.variable(8, below=shelf.length),
        draw.variable(16),
        draw.variable(8),
        draw.variable(8),
    )
    s, n, p, q, f = addresses(shelf, slot, price, sold, found)
    entry = Algorithms(draw).own("entry", 16)
    program = (
        put(entry, at(shelf, slot)),
        put(price, Scaled(masked(entry, 0x1FF), 5)),
        put(sold, part(entry, 15, 1)),
        put(found, part(entry, 9, 6)),
    )
    return program, (
        f"Write a routine that reads entry {n} (below {shelf.length}) of the {shelf.length} shelf words at {s}: the word {p} becomes 5 times the number in bits 0-8 (price), {f} the number in bits 9-14 (item), {q} 1 if bit 15 is set (sold), else 0.",
        f"w = word {s}[{n}], {n} < {shelf.length}. price word {p} = (w & $1FF) * 5; item {f} = w >> 9 & 63; sold {q} = w >> 15.",
        f"w = word[{s} + 2 * byte[{n}]]; word[{p}] = 5 * (w & 511); byte[{f}] = (w >> 9) & 63; byte[{q}] = w >> 15; index below {shelf.length}.",
        f"My shop stores what stands on its {shelf.length} shelves in a word each ({s}): nine bits of price in steps of five rupees, six bits of item, and the top bit once it is sold. The customer looks at shelf {n} (counted from 0, always there). Fetch price in rupees ({p}, 16 bits), item ({f}) and sold or not as 1 or 0 ({q}).",
    )


RECIPES = (
    orders_of_table_served,
    wounded_fields_heal,
    split_words_to_lists,
    join_lists_to_words,
    visible_entries_drawn,
    timers_in_low_nibble,
    strongest_of_packed,
    palette_shift_in_buffer,
    expired_records_freed,
    packed_bonus_by_class,
    route_bits_counted,
    shelf_word_lookup,
)
