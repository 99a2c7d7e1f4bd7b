"""Errands over lists: ranges marked and listed, copies repaired, rings unrolled, holes filled, logs kept, pairs cancelled."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Copy,
    Each,
    Extreme,
    Field,
    Fill,
    Fold,
    Here,
    If,
    Index,
    Number,
    Read,
    Shifted,
    Stop,
    Swap,
    While,
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
    minus,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def mark_ranges(draw: Drawer) -> Made:
    field = draw.array(8, draw.one(8, 12, 16, 20))
    starts, counts = draw.slots(8, 8)
    mark = draw.one(1, 0xFF, 0x80)
    own = Algorithms(draw).own
    place, left = own("place"), own("left")
    program = (
        Fill(field, Number(0)),
        Each(
            (starts, counts),
            (
                put(place, Here(starts)),
                put(left, masked(Here(counts), 7)),
                While(
                    Both(check(left, "!=", 0), check(place, "<", field.length)),
                    (put(at(field, place), mark), more(place), less(left)),
                ),
            ),
        ),
    )
    return program, (
        f"Build a map of taken places: the {where(field)} are cleared to 0, then for each of {starts.length} ranges (first place: byte from {starts.address}; number of places: low three bits of the byte from {counts.address}) the places become ${mark:02X}. What lies outside of the map is left out.",
        f"m[*] = 0; for i < {starts.length}: m[s[i]..s[i] + (n[i] & 7) - 1] = ${mark:02X}, only below {field.length}. m {field.address}, s {starts.address}, n {counts.address}.",
        f"{starts.length} (start, count & 7) ranges, lists {starts.address} and {counts.address} -> occupancy bytes {field.address}[{field.length}], 0 or ${mark:02X}. Clip at the end; a start beyond it marks nothing.",
        f"How do I find out which days are booked? Booking b begins on day {starts.address} + b and lasts (byte {counts.address} + b) & 7 days; there are {starts.length}. The calendar has {field.length} days, a byte each, at {field.address}: ${mark:02X} for booked, 0 for free, rebuilt from scratch. Days after the calendar's end don't matter.",
    )


def list_runs(draw: Drawer) -> Made:
    cells = draw.array(8, draw.one(5, 6, 8, 10, 12))
    room = (cells.length + 1) // 2
    starts, lengths, count = draw.array(8, room), draw.array(8, room), draw.variable(8)
    own = Algorithms(draw).own
    run, write = own("run"), own("write place")
    program = (
        put(run, 0),
        put(write, 0xFF),
        Each(
            (cells,),
            (
                If(
                    check(Here(cells), "!=", 0),
                    (
                        when(check(run, "==", 0), more(write), put(at(starts, write), Index())),
                        more(run),
                        put(at(lengths, write), run),
                    ),
                    (put(run, 0),),
                ),
            ),
        ),
        put(count, plus(write, 1)),
    )
    return program, (
        f"Describe the {where(cells)} by their stretches of nonzero bytes: the index where each stretch begins goes to {starts.address} and its length to {lengths.address} (bytes, in order), the number of stretches to {count.address}.",
        f"runs of a[i] != 0 in the {where(cells)}: start[k] -> {starts.address}, len[k] -> {lengths.address}, number -> {count.address}. Entries behind the last run stay.",
        f"Row {cells.address}, {cells.length} bytes, 0 = gap. Emit (start, length) of every solid segment into {starts.address} / {lengths.address}; segment count {count.address}.",
        f"How do I turn a row of solid tiles into platforms? Tiles: {where(cells)}, 0 is air. Platform k: left end to {starts.address} + k, width to {lengths.address} + k; how many to {count.address} (0 for air only). Touching tiles are one platform whatever their numbers.",
    )


def nearest_free_place(draw: Drawer) -> Made:
    seats = draw.array(8, draw.one(5, 6, 8, 10, 12))
    wish, found = draw.variable(8, below=seats.length), draw.variable(8)
    own = Algorithms(draw).own
    distance = own("distance")
    low, high = minus(wish, distance), plus(wish, distance)
    program = (
        put(found, 0xFF),
        put(distance, 0),
        While(
            check(distance, "<", seats.length),
            (
                when(
                    check(distance, "<=", wish),
                    when(check(at(seats, low), "==", 0), put(found, low), Stop()),
                ),
                when(
                    check(high, "<", seats.length),
                    when(check(at(seats, high), "==", 0), put(found, high), Stop()),
                ),
                more(distance),
            ),
        ),
    )
    return program, (
        f"Find the free place (0) of the {where(seats)} that is nearest to index byte[{wish.address}] (below {seats.length}), that index itself included; if two are equally near, the one with the lower index. Store it at {found.address}, $FF if nothing is free.",
        f"byte[{found.address}] = i with a[i] == 0 and least |i - w| (ties: smaller i), else $FF; a: {where(seats)}; w: byte {wish.address} < {seats.length}.",
        f"Closest 0 to index [{wish.address}] (in range), looking both ways, in {seats.length} bytes {seats.address}; left before right at equal distance; -> {found.address}, none $FF.",
        f"How do I seat a guest as near as possible to his wish? {seats.length} chairs in a row ({seats.address}, 0: empty), wished chair {wish.address}, one of them. Try it, then one to the left, one to the right, two to the left and so on. Chair number to {found.address}, $FF in a full house.",
    )


def counting_out(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    circle = draw.array(8, length)
    place, syllables = draw.variable(8, below=length), draw.variable(8, below=8)
    left = Algorithms(draw).own("left")
    steps = length
    program = (
        put(left, syllables),
        While(
            check(left, "!=", 0),
            (put(place, masked(plus(place, 1), length - 1)), less(left)),
        ),
        put(left, steps),
        While(
            Both(check(at(circle, place), "==", 0), check(left, "!=", 0)),
            (put(place, masked(plus(place, 1), length - 1)), less(left)),
        ),
        put(at(circle, place), 0),
    )
    return program, (
        f"Counting-out rhyme in a circle, the {where(circle)} (0 = out): from place byte[{place.address}] (below {length}) go on byte[{syllables.address}] places (0 to 7), after {length - 1} comes 0; if whoever stands there is out already, go on to the next who is not (if all are out, {length} places further, which is the same place). That place becomes 0 and stays in {place.address}.",
        f"p = (p + n) & {length - 1}; up to {length} times while c[p] == 0: p = (p + 1) & {length - 1}; c[p] = 0. p {place.address} < {length}, n {syllables.address} < 8, c {circle.address}.",
        f"Josephus step: circle {where(circle)}, position {place.address} (0-{length - 1}), count {syllables.address} (0-7, dead ones are counted too). Land on a dead one: advance to the next living, if any. Kill it (0), keep the position.",
        f"How do I pick the next victim of a carousel? {length} seats ({circle.address}, 0: empty). The pointer {place.address} (seat 0 to {length - 1}) moves {syllables.address} seats on, at most 7, empty or not. Is the seat there empty, it moves on to the first that isn't (with all empty it ends where it was). The seat it stops at is emptied.",
    )


def replace_stalest(draw: Drawer) -> Made:
    keys, ages = draw.slots(8, 8)
    key, victim = draw.variable(8), draw.variable(8)
    program = (
        put(victim, Extreme("max", ages, index=True)),
        Each((ages,), (when(check(Here(ages), "!=", 0xFF), more(Here(ages))),)),
        put(at(keys, victim), key),
        put(at(ages, victim), 0),
    )
    return program, (
        f"Cache miss: of {keys.length} entries (keys from {keys.address}, ages from {ages.address}, bytes) replace the one with the highest age (unsigned, the first of equals) by the key byte[{key.address}], with age 0. All other ages go up by one, but not beyond 255. Store the replaced entry's number at {victim.address}.",
        f"i = first argmax age; age[j] = min(age[j] + 1, 255) for all j; key[i] = [{key.address}], age[i] = 0; byte[{victim.address}] = i. key {keys.address}, age {ages.address}, {keys.length} bytes each.",
        f"LRU replace: {keys.length} slots, tags {keys.address}, ages {ages.address}. Oldest slot -> {victim.address}; it gets tag [{key.address}] and age 0, the rest ages by 1 (saturating).",
        f"How do I decide which tile set to throw out of VRAM? Slots 0-{keys.length - 1} hold set {keys.address} + s, unused for {ages.address} + s rooms. The longest unused one (lowest slot if equal) is overwritten by set {key.address} and counts as just used, the others as unused for a room more (255 at most). Slot number to {victim.address}.",
    )


def carry_out_swaps(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    cards = draw.array(8, length)
    ones, others = draw.slots(8, 8)
    bits = length.bit_length() - 1
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        Each(
            (ones, others),
            (
                put(first, Field(Read(Here(ones)), 0, bits)),
                put(second, Field(Read(Here(others)), 0, bits)),
                Swap(at(cards, first), at(cards, second)),
            ),
        ),
    )
    return program, (
        f"Carry out {ones.length} exchanges, in order, on the {where(cards)}: exchange n swaps the bytes whose indices are the low {bits} bits of byte n at {ones.address} and of byte n at {others.address}.",
        f"for n < {ones.length}: swap(c[a[n] & {length - 1}], c[b[n] & {length - 1}]). c {cards.address}, a {ones.address}, b {others.address}.",
        f"Apply a swap list: pairs from {ones.address} and {others.address} ({ones.length} each, indices & {length - 1}), target {length} bytes {cards.address}.",
        f"How do I replay a shell game? {length} cups ({cards.address}, what is under each), {ones.length} moves: in move m the cups number ({ones.address} + m) and ({others.address} + m), both modulo {length}, change places. One after the other, please.",
    )


def restore_if_broken(draw: Drawer) -> Made:
    main, backup = draw.slots(8, 8)
    check_sum, used = draw.variable(8), draw.variable(8)
    total = Algorithms(draw).own("total")
    kind = draw.one("sum", "xor")
    program = (
        put(total, Fold("sum" if kind == "sum" else "xor", main, Read(Here(main)))),
        If(
            check(total, "==", check_sum),
            (Copy(main, backup), put(used, 0)),
            (Copy(backup, main), put(used, 1)),
        ),
    )
    word = "sum modulo 256" if kind == "sum" else "exclusive-or"
    return program, (
        f"Check a save: if the {word} of the {where(main)} equals byte[{check_sum.address}], copy them to the backup at {backup.address} and store 0 at {used.address}. If not, restore them from the backup and store 1.",
        f"ok = {kind}(m) == [{check_sum.address}]; ok ? b = m : m = b; byte[{used.address}] = ok ? 0 : 1. m {main.address}, b {backup.address}, {main.length} bytes.",
        f"{main.length}-byte block {main.address}, check byte [{check_sum.address}] ({word}), spare copy {backup.address}. Good: refresh the copy, {used.address} = 0. Bad: take the copy, {used.address} = 1.",
        f"How do I heal a damaged record? Its {main.length} bytes are at {main.address}, their {word} should be {check_sum.address}, an older copy is at {backup.address}. If the record is sound, it becomes the new copy ({used.address}: 0); if it isn't, the copy replaces it ({used.address}: 1). The check byte itself is never changed.",
    )


def repair_from_two_copies(draw: Drawer) -> Made:
    main, second, third = draw.slots(8, 8, 8)
    repaired, unsure = draw.variable(8), draw.variable(8)
    program = (
        put(repaired, 0),
        put(unsure, 0),
        Each(
            (main, second, third),
            (
                when(
                    check(Here(main), "!=", Here(second)),
                    If(
                        check(Here(second), "==", Here(third)),
                        (put(Here(main), Here(second)), more(repaired)),
                        (when(check(Here(main), "!=", Here(third)), more(unsure)),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"There are three copies of {main.length} bytes: {main.address}, {second.address}, {third.address}. Correct the first one by majority: where it differs from the other two and these agree, it takes their byte; count these at {repaired.address}. Where all three are different, nothing is changed; count those at {unsure.address}.",
        f"for i < {main.length}: b == c != a: a = b, ++r; a, b, c all different: ++u. a {main.address}, b {second.address}, c {third.address}; r -> {repaired.address}, u -> {unsure.address}, from 0.",
        f"2-out-of-3 vote per byte, {main.length} bytes: fix {main.address} by {second.address} and {third.address}. Fixed bytes -> {repaired.address}, three-way disagreements (left alone) -> {unsure.address}.",
        f"How do I make saves survive bit rot? I keep them three times ({main.length} bytes each at {main.address}, {second.address}, {third.address}). If the second and third say the same and the first something else, believe them. Tell me how many bytes of the first were mended ({repaired.address}) and how many are hopeless because no two agree ({unsure.address}).",
    )


def log_with_repeats(draw: Drawer) -> Made:
    events, repeats = draw.slots(8, 8)
    count, event = draw.variable(8, below=events.length + 1), draw.variable(8)
    last = Algorithms(draw).own("last")
    program = (
        put(last, minus(count, 1)),
        when(
            check(count, "!=", 0),
            when(
                check(at(events, last), "==", event),
                when(check(at(repeats, last), "!=", 0xFF), more(at(repeats, last))),
                Stop(),
            ),
        ),
        when(
            check(count, "<", events.length),
            put(at(events, count), event),
            put(at(repeats, count), 1),
            more(count),
        ),
    )
    return program, (
        f"Log the event byte[{event.address}]: the log has byte[{count.address}] entries (0 to {events.length}), each an event (bytes from {events.address}) and how often it came (bytes from {repeats.address}). If the latest entry is the same event, raise its number (not beyond 255); otherwise append an entry with number 1, or nothing if {events.length} are there.",
        f"n and e[n - 1] == x: r[n - 1] = min(r[n - 1] + 1, 255); else if n < {events.length}: e[n] = x, r[n] = 1, ++n. e {events.address}, r {repeats.address}, n {count.address} (<= {events.length}), x {event.address}.",
        f"Run-length log, {events.length} entries: values {events.address}, counts {repeats.address}, used {count.address} (at most all). Add [{event.address}]: same as the last -> count + 1 (saturating at 255), else new entry with 1 if there is room.",
        f"How do I keep a message log that says 'x3' instead of three lines? Line texts {events.address} (numbers), multipliers {repeats.address}, lines so far {count.address} (no more than {events.length}). A new message {event.address} like the last line raises its multiplier, which ends at 255; any other begins a new line with multiplier 1; a full log ignores it.",
    )


def pour_between_lists(draw: Drawer) -> Made:
    one, two = draw.slots(8, 8)
    have, has = draw.variable(8, below=one.length + 1), draw.variable(8, below=two.length + 1)
    wanted = draw.variable(8, below=6)
    left = Algorithms(draw).own("left")
    program = (
        put(left, wanted),
        While(
            Both(check(left, "!=", 0), Both(check(have, "!=", 0), check(has, "<", two.length))),
            (
                less(have),
                put(at(two, has), at(one, have)),
                more(has),
                less(left),
            ),
        ),
    )
    return program, (
        f"Move up to byte[{wanted.address}] (0 to 5) entries from the end of one list to the end of another, one at a time: the lists are bytes at {one.address} and {two.address}, with byte[{have.address}] and byte[{has.address}] entries (each 0 to {one.length}). Stop when the first is empty or the second has {two.length}; update both lengths.",
        f"n times while a and b < {two.length}: y[b++] = x[--a]. x {one.address}, a {have.address}; y {two.address}, b {has.address}; n = [{wanted.address}] < 6; lengths <= {one.length}.",
        f"Pop from stack {one.address} (depth {have.address}), push on stack {two.address} (depth {has.address}), {wanted.address} times (under 6), as long as it works; capacity {one.length} each.",
        f"How do I deal from the deck to a hand? Deck: {have.address} cards at {one.address}, top card last. Hand: {has.address} cards at {two.address}. Both hold {one.length} cards at most. Draw {wanted.address} cards, never more than 5, from the top of the deck to the end of the hand; stop early with the deck empty or the hand full.",
    )


def arrows_of_change(draw: Drawer) -> Made:
    old, new = draw.slots(*draw.one((8, 8), (16, 16)))
    arrows, moved = draw.array(8, old.length), draw.variable(8)
    up, down, same = draw.one((1, 2, 0), (0x18, 0x19, 0x20), (0x80, 0x40, 0x00))
    program = (
        put(moved, 0),
        Each(
            (old, new, arrows),
            (
                put(Here(arrows), same),
                when(
                    check(Here(new), "!=", Here(old)),
                    put(Here(arrows), either(check(Here(new), ">", Here(old)), up, down)),
                    more(moved),
                ),
            ),
        ),
        Copy(new, old),
    )
    return program, (
        f"Compare the {where(new)} with their previous values at {old.address}: for each write ${up:02X} (has risen), ${down:02X} (has fallen) or ${same:02X} (same) to the bytes at {arrows.address}; unsigned. Count the changed ones at {moved.address}, and finally make the new values the previous ones.",
        f"for i < {old.length}: m[i] = n[i] > o[i] ? ${up:02X} : n[i] < o[i] ? ${down:02X} : ${same:02X}; byte[{moved.address}] = #(n != o); then o = n. n {new.address}, o {old.address} ({size(old)}s), m bytes {arrows.address}.",
        f"Trend marks: new {size(new)}s {new.address}, old {old.address}, {old.length} of them; marks {arrows.address}: up ${up:02X}, down ${down:02X}, equal ${same:02X}. Changed -> {moved.address}. Old := new.",
        f"How do I show arrows beside market prices? Today's {old.length} prices ({size(new)}s, {new.address}), yesterday's at {old.address}. Arrow tiles to {arrows.address}: dearer ${up:02X}, cheaper ${down:02X}, unchanged ${same:02X}. I also want the number of prices that moved ({moved.address}), and yesterday's list must be today's for the next time.",
    )


def cancel_neighbour_pairs(draw: Drawer) -> Made:
    row, length = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    own = Algorithms(draw).own
    read, write, held = own("read place"), own("write place"), own("held")
    program = (
        put(read, 0),
        put(write, 0),
        While(
            check(read, "<", row.length),
            (
                put(held, at(row, read)),
                If(
                    Both(check(write, "!=", 0), check(at(row, minus(write, 1)), "==", held)),
                    (less(write),),
                    (put(at(row, write), held), more(write)),
                ),
                more(read),
            ),
        ),
        put(length, write),
    )
    return program, (
        f"Cancel equal neighbours in the {where(row)}: going from left to right, a byte that equals the last one kept removes that one and itself; otherwise it is kept. What is kept is moved together at the front, and how many that are goes to {length.address}; nothing behind them is cleared.",
        f"n = 0; for x in a: if n and a[n - 1] == x: --n; else a[n++] = x. byte[{length.address}] = n. a: {where(row)}, in place.",
        f"Pair elimination with the row itself as stack ({row.address}, {row.length} bytes): equal to the top -> pop, else push. Final depth -> {length.address}. Nothing else is cleared.",
        f"How do I let pairs of gems vanish? {row.length} gems drop one by one (colors from {row.address}) on a pile that starts at the same address: a gem that meets its own color takes it away and vanishes too, any other stays on top. Store the pile's height at {length.address}; leave what lies above it as it is.",
    )


def wipe_except_protected(draw: Drawer) -> Made:
    slots = draw.array(draw.one(8, 8, 16), draw.one(4, 5, 6, 8))
    protected, wiped = draw.variable(8), draw.variable(8)
    filler = draw.one(0, 0, (1 << slots.width) - 1)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, protected),
        put(wiped, 0),
        Each(
            (slots,),
            (
                when(Bits(Read(rest), 1, "none"), put(Here(slots), filler), more(wiped)),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
    )
    return program, (
        f"Set those of the {where(slots)} to ${filler:X} that are not protected: bit i of {protected.address} protects entry i. How many were set goes to {wiped.address}.",
        f"for i < {slots.length}: if !(p >> i & 1): s[i] = ${filler:X}, ++n. s {slots.address} ({size(slots)}s), p byte {protected.address}, n -> {wiped.address} from 0.",
        f"Selective reset: {where(slots)} := ${filler:X} except where [{protected.address}] has the bit (bit 0 = first). Number reset -> {wiped.address}.",
        f"How do I clear my temporary variables but keep some? {slots.length} {size(slots)}s at {slots.address}; those whose bit in {protected.address} is 1 survive (lowest bit: first variable), the others become ${filler:X}. Number of cleared ones in {wiped.address}, already clear ones included.",
    )


def shift_generations(draw: Drawer) -> Made:
    width, length = draw.one(8, 8, 16), draw.one(3, 4, 6, 8)
    now, last, older = (draw.array(width, length) for _ in range(3))
    held = draw.variable(8)
    program = (
        when(check(held, "!=", 0), less(held), Stop()),
        Copy(last, older),
        Copy(now, last),
        put(held, draw.one(3, 7, 15, 59)),
    )
    again = program[-1].value
    assert isinstance(again, Number)
    return program, (
        f"Keep two older generations of the {where(now)}: if {held.address} is not 0, only lower it by one. At 0, the list at {last.address} goes to {older.address}, the current one to {last.address}, and {held.address} starts again with {again.value}.",
        f"if t: --t; else: older = last, last = now, t = {again.value}. t byte {held.address}; now {now.address}, last {last.address}, older {older.address}; {length} {size(now)}s each.",
        f"Every {again.value + 1} calls (countdown {held.address}, reload {again.value} at 0): {last.address} -> {older.address}, then {now.address} -> {last.address}; {length} {size(now)}s.",
        f"How do I take snapshots for a rewind? State: {where(now)}. When the countdown {held.address} has reached 0, the snapshot at {last.address} becomes the older one ({older.address}), the state becomes the new snapshot, and the countdown is set to {again.value}. Otherwise just count down by one.",
    )


def fill_holes_with_previous(draw: Drawer) -> Made:
    samples = draw.array(8, draw.one(5, 6, 8, 10, 12))
    hole, start = draw.one(0xFF, 0x00, 0x80), draw.variable(8)
    filled = draw.variable(8)
    last = Algorithms(draw).own("last")
    program = (
        put(last, start),
        put(filled, 0),
        Each(
            (samples,),
            (
                If(
                    check(Here(samples), "==", hole),
                    (put(Here(samples), last), more(filled)),
                    (put(last, Here(samples)),),
                ),
            ),
        ),
        put(start, last),
    )
    return program, (
        f"Fill the holes (${hole:02X}) of the {where(samples)} with the last value before them that is no hole; before the first such value use byte[{start.address}]. Store the number of holes at {filled.address} and the last value in force at {start.address} for the next block.",
        f"v = [{start.address}]; for x in a: x == ${hole:02X} ? (x = v, ++n) : v = x; byte[{start.address}] = v; byte[{filled.address}] = n (from 0). a: {where(samples)}.",
        f"Sample and hold: {samples.length} bytes {samples.address}, ${hole:02X} = missing, carry-over value {start.address} (read at first, written at last), missing count {filled.address}.",
        f"How do I complete sparse animation data? {samples.length} frames ({samples.address}); ${hole:02X} means 'as before'. The pose before the block is in {start.address}. Write the real pose into every frame, the count of frames that had none into {filled.address}, and the final pose back into {start.address}.",
    )


def longest_equal_stretch(draw: Drawer) -> Made:
    one, two = draw.slots(8, 8)
    best, end = draw.variable(8), draw.variable(8)
    run = Algorithms(draw).own("run")
    program = (
        put(run, 0),
        put(best, 0),
        put(end, 0),
        Each(
            (one, two),
            (
                If(
                    check(Here(one), "==", Here(two)),
                    (more(run), when(check(run, ">", best), put(best, run), put(end, Index()))),
                    (put(run, 0),),
                ),
            ),
        ),
    )
    return program, (
        f"How long is the longest stretch in which the {one.length} bytes at {one.address} agree with those at {two.address}, index by index? Length to {best.address}, and the index of its last byte to {end.address} (of the first of equally long ones); 0 and 0 if they never agree.",
        f"max run of a[i] == b[i], i < {one.length}: length -> {best.address}, last index of the first maximal run -> {end.address} (0, 0 if none). a {one.address}, b {two.address}.",
        f"Longest common aligned run of two {one.length}-byte rows, {one.address} / {two.address}: length {best.address}, end index {end.address}; earliest wins; no match: both 0.",
        f"How do I judge a dance copied by the player? Steps shown: {one.address}, steps danced: {two.address}, {one.length} bytes each. His best streak of right steps in a row goes to {best.address}, and the number of the step it ended with (the earlier streak, if two are the same length) to {end.address}; all wrong gives 0 in both.",
    )


def best_alignment(draw: Drawer) -> Made:
    melody, motif = draw.array(8, draw.one(6, 8, 10)), draw.array(8, draw.one(3, 4))
    offset, matches = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    shift, place, count = own("shift"), own("place"), own("count")
    last = melody.length - motif.length
    program = (
        put(matches, 0),
        put(offset, 0),
        put(shift, 0),
        While(
            check(shift, "<=", last),
            (
                put(count, 0),
                put(place, 0),
                While(
                    check(place, "<", motif.length),
                    (
                        when(check(at(melody, plus(shift, place)), "==", at(motif, place)), more(count)),
                        more(place),
                    ),
                ),
                when(check(count, ">", matches), put(matches, count), put(offset, shift)),
                more(shift),
            ),
        ),
    )
    return program, (
        f"Slide the {where(motif)} along the {where(melody)} (offsets 0 to {last}) and find where most bytes agree: that offset goes to {offset.address} (the first of equals), the number of agreeing bytes to {matches.address}; 0 and 0 if none agrees anywhere.",
        f"s in 0..{last} maximising #{{j < {motif.length}: a[s + j] == b[j]}}, smallest s; s -> {offset.address}, that count -> {matches.address}; a {melody.address}, b {motif.address}.",
        f"Best match of a {motif.length}-byte pattern ({motif.address}) in {melody.length} bytes ({melody.address}), mismatches allowed: offset {offset.address}, hits {matches.address}, earliest on a tie.",
        f"How do I recognise a motif even if a note is wrong? The player's last {melody.length} notes are at {melody.address}, the motif's {motif.length} at {motif.address}. Lay it over them at every place where it fits completely; the place with most right notes belongs in {offset.address} (0 is the first; the earlier of two as good), how many were right in {matches.address}. No right note at all: 0 and 0.",
    )


def unroll_ring(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    width = draw.one(8, 8, 16)
    ring, line = draw.array(width, length), draw.array(width, length)
    oldest, count = draw.variable(8, below=length), draw.variable(8, below=length + 1)
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        put(read, oldest),
        put(write, 0),
        While(
            check(write, "<", count),
            (
                put(at(line, write), at(ring, read)),
                put(read, masked(plus(read, 1), length - 1)),
                more(write),
            ),
        ),
    )
    return program, (
        f"Straighten a ring: byte[{count.address}] entries (0 to {length}) of the {where(ring)}, beginning with index byte[{oldest.address}] (below {length}) and going on from {length - 1} to 0, are copied to {line.address} from its start on. The rest of {line.address} stays.",
        f"out[j] = r[(h + j) & {length - 1}], j < n. r {where(ring)}; h {oldest.address} < {length}; n {count.address} <= {length}; out {line.address}.",
        f"Linearise ring buffer {ring.address} ({length} {size(ring)}s, head [{oldest.address}], used [{count.address}]) into {line.address}. Head in range, used at most {length}.",
        f"How do I save a queue that lives in a circle? It has {length} places ({size(ring)}s from {ring.address}); the first in line stands at place {oldest.address}, {count.address} are waiting (perhaps none, at most all places). Write them in order to {line.address}, first in line first, nothing else.",
    )


RECIPES = (
    mark_ranges,
    list_runs,
    nearest_free_place,
    counting_out,
    replace_stalest,
    carry_out_swaps,
    restore_if_broken,
    repair_from_two_copies,
    log_with_repeats,
    pour_between_lists,
    arrows_of_change,
    cancel_neighbour_pairs,
    wipe_except_protected,
    shift_generations,
    fill_holes_with_previous,
    longest_equal_stretch,
    best_alignment,
    unroll_ring,
)
