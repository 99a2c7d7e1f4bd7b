"""Flags in numbers: claimed, ranked, listed, compared, packed two or four bits each, kept as a history."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Field,
    Fold,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Report,
    Scaled,
    Shifted,
    Stop,
    Table,
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
    masked,
    minus,
    more,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _powers(count: int = 8, width: Literal[8, 16] = 8) -> Table:
    return Table("BitTable", "bit", tuple(1 << place for place in range(count)), width)


def claim_lowest_bit(draw: Drawer) -> Made:
    used, number = draw.variable(draw.one(8, 16)), draw.variable(8)
    bits, full = used.width, (1 << used.width) - 1
    own = Algorithms(draw).own
    bit, place = own("bit", used.width), own("place")
    program = (
        when(check(used, "==", full), put(number, 0xFF), Stop()),
        put(bit, 1),
        put(place, 0),
        While(
            check(masked(used, bit), "!=", 0),
            (put(bit, Shifted(Read(bit), "left", 1)), more(place)),
        ),
        put(used, joined(used, bit)),
        put(number, place),
    )
    return program, (
        f"Allocate a number: find the lowest clear bit of the {size(used)} at {used.address}, set it, and store its number (0 to {bits - 1}) at {number.address}. If all {bits} are set, store $FF and change nothing else.",
        f"Claim the first free of {bits} channels; used-mask {size(used)} {used.address}, channel number -> {number.address}, $FF when none is free.",
        f"How do I take the first zero bit of the {bits}-bit mask and mark it taken? Mask {used.address}; index to byte {number.address}; full mask: $FF.",
        f"There are {bits} lockers, and bit n of {used.address} ({bits} bits) tells that locker n is in use. Hand out the free one with the lowest number: set its bit and write the number to {number.address}. With no locker left, write $FF.",
        f"{used.address}: first 0 bit from below becomes 1; {number.address} := its position ($FF if the {size(used)} is all ones).",
    )


def flags_below_number(draw: Drawer) -> Made:
    flags, rank = draw.variable(draw.one(8, 16)), draw.variable(8)
    bits = flags.width
    number = draw.variable(8, below=bits)
    rest = Algorithms(draw).own("rest", bits)
    program = (
        put(rank, 0),
        put(rest, flags),
        Repeat(
            Read(number),
            (when(Bits(Read(rest), 1, "any"), more(rank)), put(rest, Shifted(Read(rest), "right", 1))),
        ),
    )
    return program, (
        f"How many of the flags below flag number byte[{number.address}] (0 to {bits - 1}) are set in the {size(flags)} at {flags.address}? Store the count at {rank.address}; the flag itself does not count.",
        f"byte[{rank.address}] = popcount(f & ((1 << n) - 1)); f = {size(flags)} {flags.address}, n = byte {number.address} < {bits}.",
        f"How do I turn a bit number into an index of a packed list? {rank.address} = number of set bits under bit [{number.address}] (< {bits}) of the {bits}-bit mask {flags.address}.",
        f"My bag shows only items I own (bit i of {flags.address}, {bits} bits). In which row does item {number.address} stand? Its row is the count of owned items with a lower number; to {rank.address}. Item numbers are below {bits}.",
    )


def nth_owned_item(draw: Drawer) -> Made:
    owned, item = draw.variable(draw.one(8, 16)), draw.variable(8)
    bits = owned.width
    row = draw.variable(8, below=draw.one(4, 6, 8))
    own = Algorithms(draw).own
    rest, left, place = own("rest", bits), own("left"), own("place")
    program = (
        put(rest, owned),
        put(left, row),
        put(place, 0),
        While(
            check(rest, "!=", 0),
            (
                when(
                    Bits(Read(rest), 1, "any"),
                    when(check(left, "==", 0), put(item, place), Stop()),
                    less(left),
                ),
                put(rest, Shifted(Read(rest), "right", 1)),
                more(place),
            ),
        ),
        when(check(rest, "==", 0), put(item, 0xFF)),
    )
    assert row.below is not None
    return program, (
        f"Which bit of the {size(owned)} at {owned.address} is the set bit number byte[{row.address}] (0 to {row.below - 1}, counted from the lowest set bit)? Its position goes to {item.address}; if so many are not set, $FF.",
        f"select(m, n): position of the (n + 1)-th set bit from below; m = {size(owned)} {owned.address}, n = byte {row.address} < {row.below}; byte {item.address}, $FF if there is none.",
        f"How do I get from a cursor row to an item when only owned items are listed? Owned: bits of {owned.address} ({bits}); row {row.address}, 0 = first, at most {row.below - 1}. Item number -> {item.address}, empty row: $FF.",
        f"The song book lists the songs learnt (bit s of {owned.address} for song s, {bits} of them), lowest first. The cursor is on line {row.address}, line 0 to {row.below - 1}. Which song is that? {item.address}; a line below the last song gives $FF.",
    )


def total_bits_changed(draw: Drawer) -> Made:
    one, two = draw.slots(8, 8)
    total = draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(total, 0),
        Each(
            (one, two),
            (
                put(rest, toggled(Here(one), Here(two))),
                Repeat(
                    Number(8),
                    (when(Bits(Read(rest), 1, "any"), more(total)), put(rest, Shifted(Read(rest), "right", 1))),
                ),
            ),
        ),
    )
    return program, (
        f"In how many bits do the {one.length} bytes at {one.address} and the {one.length} bytes at {two.address} differ, all together? Store the number at {total.address}.",
        f"Hamming distance of two {one.length}-byte blocks, {one.address} and {two.address} -> byte {total.address}.",
        f"How do I count all flags that differ between two flag blocks? {one.length} bytes each, {one.address} / {two.address}; total number of bits to {total.address}.",
        f"Two save files keep their event flags in {one.length} bytes at {one.address} and {two.address}. I want to show by how many events they differ: one byte, {total.address}.",
    )


def copy_flag_across(draw: Drawer) -> Made:
    source, target = draw.variable(8), draw.variable(8)
    read, write = draw.rng.sample(range(8), 2)
    inverse = draw.maybe(0.35)
    mask = 1 << write
    on, off = put(target, joined(target, mask)), put(target, masked(target, 0xFF - mask))
    program = (If(Bits(Read(source), 1 << read, "none" if inverse else "any"), (on,), (off,)),)
    word = "the opposite of " if inverse else ""
    return program, (
        f"Bit {write} of {target.address} becomes {word}bit {read} of {source.address}; the other bits stay.",
        f"byte[{target.address}].{write} = {'!' if inverse else ''}byte[{source.address}].{read}",
        f"How do I copy a single flag? From bit {read} of {source.address} to bit {write} of {target.address}{', inverted' if inverse else ''}, touching nothing else.",
        f"The {source.meaning} byte ({source.address}) has a flag ${1 << read:02X}. My own status byte {target.address} should show {word}it in its flag ${mask:02X} from this frame on, whether it has to be set or cleared. All my other flags remain as they are.",
        f"Flag ${1 << read:02X} of {source.address} {'clear' if inverse else 'set'}: set ${mask:02X} in {target.address}; otherwise clear it there.",
    )


def fresh_discoveries(draw: Drawer) -> Made:
    now, seen, fresh = draw.variable(8), draw.variable(8), draw.variable(8)
    count = draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(fresh, masked(now, Unary("not", Read(seen)))),
        put(seen, joined(seen, now)),
        put(rest, fresh),
        While(
            check(rest, "!=", 0),
            (put(rest, masked(rest, minus(rest, 1))), more(count)),
        ),
    )
    return program, (
        f"Of the flags in {now.address} note those that are not yet in {seen.address} at {fresh.address}, then add all of them to {seen.address}, and raise the byte counter {count.address} by the number of new ones (it may wrap).",
        f"new = now & ~seen; seen |= now; n += popcount(new). now {now.address}, seen {seen.address}, new {fresh.address}, n {count.address}; bytes.",
        f"How do I count only first sightings? Seen this frame: bits of {now.address}; seen ever: {seen.address} (to be updated). Bits that are new go to {fresh.address}, and {count.address} grows by how many they are.",
        f"Bird watching: the bits of {now.address} are the birds in view. My notebook {seen.address} has a bit per bird. Write those I had not noted into {fresh.address}, complete the notebook, and add one to the score {count.address} for each of the new birds.",
    )


def quest_state_of_two_bits(draw: Drawer) -> Made:
    states = draw.array(8, draw.one(2, 4, 8))
    quest, result = draw.variable(8, below=4 * states.length), draw.variable(8)
    own = Algorithms(draw).own
    rest, times = own("rest"), own("times")
    program = (
        put(rest, at(states, Shifted(Read(quest), "right", 2))),
        put(times, masked(quest, 3)),
        Repeat(Read(times), (put(rest, Shifted(Read(rest), "right", 2)),)),
        put(result, masked(rest, 3)),
    )
    top = 4 * states.length
    return program, (
        f"Every quest has a state of two bits, four quests a byte, the first of the four in bits 0-1, in the {where(states)}. Store the state (0 to 3) of quest byte[{quest.address}] (below {top}) at {result.address}.",
        f"byte[{result.address}] = (s[q >> 2] >> 2 * (q & 3)) & 3; s: {where(states)}; q: byte {quest.address} < {top}.",
        f"How do I read entry n of an array of 2-bit numbers? Packed from the low bits up, {states.length} bytes at {states.address}; n = {quest.address}, 0 to {top - 1}; value to {result.address}.",
        f"{top} chests are shut, seen, opened or emptied (0-3), which takes me two bits for each: chest 0 in the lowest bits of {states.address}, chest 4 in those of the byte behind, and so on. What about chest {quest.address}, a number under {top}? Write 0-3 to {result.address}.",
    )


def raise_two_bit_state(draw: Drawer) -> Made:
    states = draw.array(8, draw.one(2, 4, 8))
    plot = draw.variable(8, below=4 * states.length)
    steps = Table("StepTable", "step", (1, 4, 16, 64))
    masks = Table("MaskTable", "mask", (3, 12, 48, 192))
    own = Algorithms(draw).own
    place, part = own("place"), own("part")
    top = 4 * states.length
    program = (
        put(place, Shifted(Read(plot), "right", 2)),
        put(part, masked(plot, 3)),
        when(
            check(masked(at(states, place), at(masks, part)), "!=", at(masks, part)),
            put(at(states, place), plus(at(states, place), at(steps, part))),
        ),
    )
    return program, (
        f"Raise the two-bit number of plot byte[{plot.address}] (below {top}) by 1, but not above 3. Four plots share a byte of the {where(states)}: plot 4k has bits 0-1 of byte k, plot 4k + 1 bits 2-3, and so on. The byte's other plots stay.",
        f"s[n] = min(s[n] + 1, 3) in an array of 2-bit counters packed four to a byte, lowest bits first: {where(states)}; n = byte {plot.address} < {top}.",
        f"How do I increment a saturating 2-bit counter inside packed bytes? Counters from {states.address} ({states.length} bytes, 4 each, low bits first), counter number {plot.address} (0 to {top - 1}), maximum 3.",
        f"{top} crops grow in stages 0 to 3, two bits a crop, four crops a byte beginning with the low bits ({states.length} bytes, {states.address}). Water crop {plot.address} (a number under {top}): one stage further unless it is ripe (3). Neighbours in the same byte must not change.",
    )


def nibble_score(draw: Drawer) -> Made:
    scores = draw.array(8, draw.one(2, 3, 4, 6))
    player, most = draw.variable(8, below=2 * scores.length), draw.one(9, 12, 15)
    place = Algorithms(draw).own("place")
    low, high = masked(at(scores, place), 0x0F), masked(at(scores, place), 0xF0)
    program = (
        put(place, Shifted(Read(player), "right", 1)),
        If(
            Bits(Read(player), 1, "any"),
            (when(check(high, "<", most << 4), more(at(scores, place), 0x10)),),
            (when(check(low, "<", most), more(at(scores, place))),),
        ),
    )
    top = 2 * scores.length
    return program, (
        f"Give player byte[{player.address}] (below {top}) a point. Scores are nibbles in the {where(scores)}: even players in the low half, odd ones in the high half of byte number player / 2. A score of {most} or more stays, and so does the other half.",
        f"++nib[n] unless nib[n] >= {most}. nib: nibbles of the {scores.length} bytes at {scores.address}, low one first; n = byte {player.address} < {top}.",
        f"How do I count up one nibble in a packed list? List {where(scores)}, nibble n in byte n >> 1, low half for even n; n in {player.address} (< {top}); ceiling {most}.",
        f"Table tennis for {top} players: two scores a byte from {scores.address} ({scores.length} bytes), the even-numbered player's below, the odd one's above. Player {player.address} (0 to {top - 1}) scores; nobody gets beyond {most}.",
    )


def steady_press(draw: Drawer) -> Made:
    pad, history = draw.variable(8), draw.variable(8)
    button, needed = 1 << draw.rng.randrange(8), draw.one(3, 4, 5)
    mask = (1 << needed) - 1
    program = (
        put(
            history,
            joined(
                Shifted(Read(history), "left", 1),
                either(Bits(Read(pad), button, "any"), Number(1), Number(0)),
            ),
        ),
        Report(Bits(Read(history), mask, "all")),
    )
    return program, (
        f"Keep the last eight frames of the button ${button:02X} (in {pad.address}) as bits of {history.address}: shift left, bit 0 is the current frame. Return carry set if it has been down in each of the last {needed} frames, this one included.",
        f"h = h << 1 | (pad & ${button:02X} != 0); carry = (h & ${mask:02X}) == ${mask:02X}. h byte {history.address}, pad byte {pad.address}.",
        f"How do I debounce with a shift register? Input: mask ${button:02X} of {pad.address}; history byte {history.address}, newest bit lowest. Carry on return = the {needed} newest bits are all 1.",
        f"A lever counts as pulled when the switch (${button:02X} in {pad.address}) was on {needed} frames running. Push its present state into {history.address} from the right (the byte's other bits move one to the left, the top one is dropped) and tell me by the carry whether the lever is pulled.",
    )


def highest_flag_of_block(draw: Drawer) -> Made:
    flags = draw.array(8, draw.one(2, 2, 3))
    number = draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(number, 0xFF),
        Each((flags,), (when(check(Here(flags), "!=", 0), put(rest, Here(flags)), put(number, Scaled(Index(), 8))),)),
        when(
            check(number, "!=", 0xFF),
            While(
                check(rest, "!=", 1),
                (put(rest, Shifted(Read(rest), "right", 1)), more(number)),
            ),
        ),
    )
    return program, (
        f"Find the highest flag that is set among the {8 * flags.length} flags in the {where(flags)} (flag 0 is bit 0 of the first byte, flag 8 bit 0 of the second) and store its number at {number.address}; $FF if none is set.",
        f"byte[{number.address}] = max n with bit (n & 7) of f[n >> 3] set, $FF if all are 0; f: {where(flags)}.",
        f"How do I find the last set bit of a {flags.length}-byte bit array? Array {flags.address}, bits counted from the lowest of the first byte; number to {number.address}, empty: $FF.",
        f"How far has the player come? Chapter c is done when bit c & 7 of the byte {flags.address} + c / 8 is set ({flags.length} bytes). Write the highest done chapter's number to {number.address}, $FF for a new game.",
    )


def listed_flags_all_set(draw: Drawer) -> Made:
    needs = draw.array(8, draw.one(2, 3, 4))
    flags = draw.variable(8)
    powers = _powers()
    missing = Algorithms(draw).own("missing")
    program = (
        put(missing, 0),
        Each(
            (needs,),
            (
                when(
                    check(masked(flags, at(powers, Field(Read(Here(needs)), 0, 3))), "==", 0),
                    more(missing),
                ),
            ),
        ),
        Report(check(missing, "==", 0)),
    )
    return program, (
        f"The {where(needs)} hold flag numbers (only the low three bits count). Return with carry set if each of these flags is set in {flags.address}, otherwise clear.",
        f"Carry = all(f >> (n & 7) & 1 for n in the {where(needs)}); f = byte {flags.address}.",
        f"How do I check a list of required flags given by number? Numbers: {where(needs)}, & 7; flags: bits of {flags.address}. Everything there: SEC; one missing: CLC.",
        f"This gate needs {needs.length} seals. Which ones is written at {needs.address} (seal number = byte & 7, the same may be named twice), and {flags.address} has a bit for each seal found. May the hero pass? Carry set = yes.",
    )


def columns_lit_in_every_row(draw: Drawer) -> Made:
    rows = draw.array(8, draw.one(2, 3, 4))
    full, count = draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    dark = draw.maybe(0.4)
    gathered = Fold("or" if dark else "and", rows, Read(Here(rows)))
    program = (
        put(full, gathered),
        put(rest, Unary("not", Read(full)) if dark else full),
        put(count, 0),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count))),
    )
    if dark:
        return program, (
            f"{rows.length} rows of eight lamps lie as bytes from {rows.address} (1 = lit). Store which columns have a lit lamp anywhere at {full.address} (same bit order), and how many columns are dark in all rows at {count.address}.",
            f"u = OR of the {where(rows)}; byte[{full.address}] = u; byte[{count.address}] = number of 0 bits in u.",
            f"How do I find empty columns of a bit picture? Rows: {where(rows)}. Union of the rows to {full.address}, number of columns that stay empty to {count.address}.",
            f"{rows.length} shelves with eight places (a bit each, bytes from {rows.address}). Over all shelves, which places hold something on some shelf ({full.address}), and how many hold nothing on any ({count.address})?",
        )
    return program, (
        f"{rows.length} rows of eight lamps lie as bytes from {rows.address} (1 = lit). Store the columns that are lit in every row at {full.address} (same bit order) and how many these are at {count.address}.",
        f"u = AND of the {where(rows)}; byte[{full.address}] = u; byte[{count.address}] = popcount(u).",
        f"How do I find the full columns of a bit picture with {rows.length} rows ({rows.address}, a byte a row)? Mask of them to {full.address}, their number to {count.address}.",
        f"Which lessons has the whole class learnt? Each of the {rows.length} pupils has a byte of lesson bits from {rows.address} on. Lessons known to all go to {full.address} as bits, how many they are to {count.address}.",
    )


def radio_choice(draw: Drawer) -> Made:
    settings = draw.variable(8)
    low, count = draw.one((0, 3), (1, 4), (2, 3), (3, 4), (4, 4), (0, 4))
    choice = draw.variable(8, below=count)
    group = ((1 << count) - 1) << low
    powers = Table("ChoiceTable", "choice", tuple(1 << (low + place) for place in range(count)))
    program = (put(settings, joined(masked(settings, 0xFF - group), at(powers, choice))),)
    return program, (
        f"Bits {low} to {low + count - 1} of {settings.address} are radio buttons. Set the one for option byte[{choice.address}] (0 to {count - 1}, option 0 is bit {low}) and clear the others of the group; bits outside it stay.",
        f"s = (s & ${0xFF - group:02X}) | (1 << ({low} + n)); s byte {settings.address}, n byte {choice.address} < {count}.",
        f"How do I keep exactly one of {count} flags set? Group ${group:02X} of {settings.address}; option number {choice.address} (below {count}), counted from the group's lowest bit.",
        f"The options screen: difficulty is one of {count} exclusive flags in bits {low}-{low + count - 1} of {settings.address}, easiest lowest. Store the selection {choice.address} (0 for the easiest, {count - 1} for the hardest) there without touching the rest of the byte.",
    )


def see_next_columns(draw: Drawer) -> Made:
    known, column = draw.variable(16), draw.variable(8, below=16)
    powers = _powers(16, 16)
    spot = Algorithms(draw).own("spot", 16)
    program = (
        put(spot, at(powers, column)),
        put(
            known,
            joined(
                joined(joined(known, spot), Shifted(Read(spot), "left", 1)),
                Shifted(Read(spot), "right", 1),
            ),
        ),
    )
    return program, (
        f"Set bit byte[{column.address}] (0 to 15) of the word at {known.address} and also the bits on both sides of it, as far as they exist (bit 15 has no upper, bit 0 no lower neighbour).",
        f"m = 1 << n; word[{known.address}] |= m | m << 1 | m >> 1 (16 bits). n = byte {column.address} < 16.",
        f"How do I uncover a map column and its two neighbours? Columns are bits of the word {known.address}; current column {column.address}, below 16; no wrap at the edges.",
        f"Fog of war along a corridor of 16 fields, bit f of {known.address} (word) = field f is known. The hero on field {column.address} (always under 16) sees his own field and the ones next to it; the corridor ends at both sides.",
    )


def medals_to_rank(draw: Drawer) -> Made:
    medals, rank = draw.variable(draw.one(8, 16)), draw.variable(8)
    first, second, third = draw.one((2, 4, 6), (1, 3, 5), (3, 5, 7), (2, 3, 5))
    own = Algorithms(draw).own
    rest, count = own("rest", medals.width), own("count")
    program = (
        put(count, 0),
        put(rest, medals),
        While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count))),
        put(
            rank,
            either(
                check(count, ">=", third),
                3,
                either(check(count, ">=", second), 2, either(check(count, ">=", first), Number(1), Number(0))),
            ),
        ),
    )
    return program, (
        f"Count the set bits of the {size(medals)} at {medals.address} and store a rank at {rank.address}: 3 from {third} bits on, 2 from {second}, 1 from {first}, else 0.",
        f"c = popcount({size(medals)} {medals.address}); byte[{rank.address}] = (c >= {first}) + (c >= {second}) + (c >= {third}).",
        f"How do I grade a player by the number of medals? Medals: bits of {medals.address} ({medals.width}). Bronze at {first}, silver at {second}, gold at {third}: 1, 2, 3 to {rank.address}; fewer: 0.",
        f"{medals.address} has a bit for each of {medals.width} badges. The guild makes you a member (1) with {first}, a knight (2) with {second}, a master (3) with {third} of them, whichever they are; before that you are 0. Write what the hero is to {rank.address}.",
    )


def list_missing_pieces(draw: Drawer) -> Made:
    needed, owned = draw.variable(8), draw.variable(8)
    missing, count = draw.array(8, 8), draw.variable(8)
    own = Algorithms(draw).own
    rest, number = own("rest"), own("number")
    program = (
        put(rest, masked(needed, Unary("not", Read(owned)))),
        put(count, 0),
        put(number, 0),
        While(
            check(rest, "!=", 0),
            (
                when(Bits(Read(rest), 1, "any"), put(at(missing, count), number), more(count)),
                put(rest, Shifted(Read(rest), "right", 1)),
                more(number),
            ),
        ),
    )
    return program, (
        f"List what is missing: the numbers of the bits that are set in {needed.address} but not in {owned.address} go to {missing.address} ff., lowest first (at most 8 bytes; those behind stay), their count to {count.address}.",
        f"out = [n for n in 0..7 if need >> n & 1 and not have >> n & 1]; need {needed.address}, have {owned.address}, out {missing.address}, length {count.address}.",
        f"How do I turn 'required minus owned' into a list of numbers? Masks {needed.address} and {owned.address} (bytes); numbers from {missing.address}, how many to {count.address}.",
        f"The cook says what he still needs: ingredients of the recipe are the bits of {needed.address}, those in my bag the bits of {owned.address}. Write the lacking ones' numbers one after the other to {missing.address} in ascending order, and how many there are to {count.address} (0: cooking can start).",
    )


def shifted_rows_touch(draw: Drawer) -> Made:
    shape, ground, shift = draw.variable(8), draw.variable(16), draw.variable(8, below=9)
    row = Algorithms(draw).own("row", 16)
    program = (
        put(row, Widened(Read(shape))),
        Repeat(Read(shift), (put(row, Shifted(Read(row), "left", 1)),)),
        Report(check(masked(row, ground), "!=", 0)),
    )
    return program, (
        f"Does a row of 8 pixels (bits of {shape.address}), moved left by byte[{shift.address}] (0 to 8) places inside a row of 16, hit a set bit of the word at {ground.address}? Carry set if any pixel does.",
        f"Carry = ((byte[{shape.address}] << n) & word[{ground.address}]) != 0; n = byte {shift.address} <= 8; the shift in 16 bits.",
        f"How do I test a 1-pixel-exact collision of two bit rows? Piece: 8 bits {shape.address}; board row: 16 bits {ground.address}; the piece is shifted up by {shift.address} bits (8 at most). Overlap: SEC, none: CLC.",
        f"My falling brick's row is the byte {shape.address}, the board's row the word {ground.address} (1 = filled). The brick stands {shift.address} columns from the right edge, which is 0 to 8. Would it overlap? Answer in the carry.",
    )


RECIPES = (
    claim_lowest_bit,
    flags_below_number,
    nth_owned_item,
    total_bits_changed,
    copy_flag_across,
    fresh_discoveries,
    quest_state_of_two_bits,
    raise_two_bit_state,
    nibble_score,
    steady_press,
    highest_flag_of_block,
    listed_flags_all_set,
    columns_lit_in_every_row,
    radio_choice,
    see_next_columns,
    medals_to_rank,
    list_missing_pieces,
    shifted_rows_touch,
)
