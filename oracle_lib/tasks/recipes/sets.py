"""Sets as bit maps and as lists: union, parts, members, ranges, duplicates, merging."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Bits,
    Both,
    Each,
    Expression,
    Field,
    Here,
    If,
    Read,
    Shifted,
    Stop,
    Table,
    Unary,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    minus,
    more,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _sets(draw: Drawer) -> tuple[Array, Array]:
    one = draw.array(8, draw.one(2, 3, 4, 6, 8, 16))
    return one, draw.array(8, one.length)


def unite_sets(draw: Drawer) -> Made:
    mine, theirs = _sets(draw)
    kind = draw.one("union", "intersection", "difference", "symmetric")
    a, b = Read(Here(mine)), Read(Here(theirs))
    made = {
        "union": joined(a, b),
        "intersection": masked(a, b),
        "difference": masked(a, Unary("not", b)),
        "symmetric": toggled(a, b),
    }[kind]
    sign = {"union": "|=", "intersection": "&=", "difference": "&= ~", "symmetric": "^="}[kind]
    what = {
        "union": "everything that is in at least one of the two sets",
        "intersection": "only what is in both sets",
        "difference": "what is in it and not in the other set",
        "symmetric": "what is in exactly one of the two sets",
    }[kind]
    return (Each((mine, theirs), (put(Here(mine), made),)),), (
        f"Write a routine for sets as bit maps of {mine.length * 8} bits: the set in the {mine.length} bytes at {mine.address} becomes {what}; the other one lies at {theirs.address}, same size, and stays.",
        f"How do I form the {kind} of two bit sets? A: {mine.length} bytes from {mine.address}, B: {mine.length} bytes from {theirs.address}; result in place of A.",
        f"for i < {mine.length}: a[i] {sign} b[i]; a = bytes at {mine.address}, b = bytes at {theirs.address}.",
        f"Player one has found the secrets whose bits are set in the {mine.length} bytes from {mine.address}, player two those from {theirs.address}. Player one's map shall hold {what}.",
    )


def is_subset(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(2, 2, 3))
    other, answer = draw.array(8, one.length), draw.variable(8)
    yes, no = draw.one((1, 0), (0xFF, 0), (0, 1))
    left = masked(Here(one), Unary("not", Read(Here(other))))
    program = (put(answer, yes), Each((one, other), (when(check(left, "!=", 0), put(answer, no), Stop()),)))
    return program, (
        f"Write a routine that checks whether one bit set is part of another: every bit set in the {one.length} bytes at {one.address} must be set in the {one.length} bytes at {other.address} too. {answer.address} becomes ${yes:02X} if so, else ${no:02X}.",
        f"How do I test A subset of B? Bit maps of {one.length} bytes, A at {one.address}, B at {other.address}. Byte {answer.address} = ${yes:02X} for yes (equal sets too), ${no:02X} for no.",
        f"byte[{answer.address}] = all(a[i] & ~b[i] == 0 for i < {one.length}) ? ${yes:02X} : ${no:02X}; a at {one.address}, b at {other.address}, bytes.",
        f"A recipe needs the ingredients whose bits are 1 in {one.length} bytes from {one.address}; the kitchen owns those from {other.address}. All there: ${yes:02X} into {answer.address}. Something is missing: ${no:02X}.",
    )


def are_disjoint(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(2, 3, 4))
    other, answer = draw.array(8, one.length), draw.variable(8)
    program = (
        put(answer, 0),
        Each((one, other), (put(answer, joined(answer, masked(Here(one), Here(other)))),)),
        when(check(answer, "!=", 0), put(answer, 1)),
    )
    return program, (
        f"Write a routine that sets {answer.address} to 1 if two bit sets of {one.length} bytes, at {one.address} and at {other.address}, have at least one element (bit) in common, else to 0.",
        f"How do I know whether two bit maps overlap? {one.length} bytes each, from {one.address} and {other.address}. Byte {answer.address}: 1 overlap, 0 disjoint.",
        f"byte[{answer.address}] = any(a[i] & b[i] for i < {one.length}) ? 1 : 0; a = bytes at {one.address}, b = bytes at {other.address}.",
        f"Two meetings take the hours whose bits are set in {one.address} ff. and {other.address} ff., {one.length * 8} hours in {one.length} bytes each. Do they clash in any hour? 1 or 0 into {answer.address}.",
    )


def size_of_set(draw: Drawer) -> Made:
    bits, count = draw.array(8, draw.one(2, 3, 4, 6, 8)), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    missing = draw.maybe(0.3)
    element: Expression = Read(Here(bits))
    if missing:
        element = Unary("not", element)
    program = (
        put(count, 0),
        Each(
            (bits,),
            (put(rest, element), While(check(rest, "!=", 0), (put(rest, masked(rest, minus(rest, 1))), more(count)))),
        ),
    )
    word = "clear" if missing else "set"
    return program, (
        f"Write a routine that counts all {word} bits in the {bits.length} bytes from {bits.address}; the total (0 to {bits.length * 8}) goes to the byte {count.address}.",
        f"How do I get {'how many elements a bit set lacks' if missing else 'the cardinality of a bit set'}? {bits.length * 8} bits in {bits.length} bytes at {bits.address}; number of {word} bits to {count.address}.",
        f"byte[{count.address}] = sum of popcount({'~' if missing else ''}b) over the {bits.length} bytes b at {bits.address}.",
        f"The monster book has {bits.length * 8} pages, one bit each, 1 = seen, in {bits.length} bytes from {bits.address}. How many pages are {'still empty' if missing else 'filled'}? To {count.address}.",
    )


def lowest_in_set(draw: Drawer) -> Made:
    bits = draw.array(8, draw.one(2, 3, 4))
    found = draw.variable(8)
    own = Algorithms(draw).own
    rest, byte = own("rest"), own("place")
    program = (
        put(found, 0xFF),
        put(byte, 0),
        While(check(byte, "<", bits.length), (when(check(at(bits, byte), "!=", 0), Stop()), more(byte))),
        when(
            check(byte, "<", bits.length),
            put(rest, at(bits, byte)),
            put(found, Shifted(Read(byte), "left", 3)),
            While(Bits(Read(rest), 1, "none"), (put(rest, Shifted(Read(rest), "right", 1)), more(found))),
        ),
    )
    return program, (
        f"Write a routine that finds the smallest element of a bit set: element n is bit n & 7 of byte n / 8 of the {bits.length} bytes at {bits.address}. Its number goes to {found.address}, $FF if the set is empty.",
        f"How do I find the first set bit in {bits.length} bytes from {bits.address}? Numbered 0 to {bits.length * 8 - 1}, low bit of the first byte first. Number to {found.address}, $FF without any.",
        f"byte[{found.address}] = min n with a[n >> 3] >> (n & 7) & 1, else $FF; n < {bits.length * 8}; a = bytes at {bits.address}.",
        f"Free channels are the 1 bits in the {bits.length} bytes from {bits.address}; channel 0 is bit 0 of the first byte, channel 8 bit 0 of the second. Tell me the lowest free one in {found.address}; none free: $FF.",
    )


def set_of_list(draw: Drawer) -> Made:
    members = draw.one(draw.slots, draw.records)(8)[0]
    width = draw.one(8, 16)
    made = draw.variable(width)
    bits = 3 if width == 8 else 4
    masks = Table("BitMaskTable", "bit mask", tuple(1 << n for n in range(width)), width)
    step = put(made, joined(made, at(masks, Field(Read(Here(members)), 0, bits))))
    return (put(made, 0), Each((members,), (step,))), (
        f"Write a routine that collects a list into a bit set: for each of the {where(members)} set the bit whose number is its low {bits} bits in the {size(made)} {made.address}, which starts at 0.",
        f"How do I turn a list of small numbers into a mask? List: {where(members)}; each entry & {made.width - 1} is a bit number. Mask: {size(made)} {made.address}, cleared first.",
        f"m = 0; for each b of the {where(members)}: m |= 1 << (b & {made.width - 1}); {size(made)}[{made.address}] = m.",
        f"Which colours occur on screen? The {where(members)} hold one in their low {bits} bits each. For every colour that occurs its bit is to be 1 in {made.address} ({size(made)}), all other bits 0.",
    )


def list_of_set(draw: Drawer) -> Made:
    bits, count = draw.variable(8), draw.variable(8)
    members = draw.array(8, 8)
    own = Algorithms(draw).own
    rest, number = own("rest"), own("number")
    program = (
        put(rest, bits),
        put(number, 0),
        put(count, 0),
        While(
            check(rest, "!=", 0),
            (
                when(Bits(Read(rest), 1, "any"), put(at(members, count), number), more(count)),
                more(number),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that lists the set bits of the byte {bits.address}: their numbers, ascending, go to the bytes at {members.address} ff. and how many there are to {count.address}. Bytes behind the last one written stay as they are (room for 8).",
        f"How do I unpack a bit mask into a list of indices? Mask {bits.address} (8 bits, kept); indices to {members.address}, lowest first; their number to byte {count.address}; nothing else of the list is written.",
        f"n = 0; for k = 0..7: if byte[{bits.address}] >> k & 1: byte[{members.address} + n++] = k; byte[{count.address}] = n.",
        f"{bits.address} has a bit for each of 8 crew members on board. Make a list of their numbers from {members.address} on, small ones first, and put its length into {count.address}. Leave the unused rest of the list alone.",
    )


def is_in_list(draw: Drawer) -> Made:
    friends = draw.array(8, draw.one(4, 6, 8, 12))
    person, answer = draw.variable(8), draw.variable(8)
    inside, outside = draw.one((1, 0), (0, 1), (0xFF, 0), (0x40, 0x80))
    program = (
        put(answer, outside),
        Each((friends,), (when(check(Here(friends), "==", person), put(answer, inside), Stop()),)),
    )
    return program, (
        f"Write a routine that tells whether the byte {person.address} is among the {where(friends)}: {answer.address} = ${inside:02X} if it is, ${outside:02X} if not.",
        f"How do I test membership in a byte list? Member {person.address}; list: {where(friends)}; ${inside:02X} (in it) or ${outside:02X} (not in it) to {answer.address}.",
        f"byte[{answer.address}] = byte[{person.address}] in a[0..{friends.length - 1}] ? ${inside:02X} : ${outside:02X}; a: {where(friends)}.",
        f"Only friends may enter, their numbers are the {where(friends)}. Somebody with number {person.address} knocks. Write ${inside:02X} to {answer.address} for a friend, ${outside:02X} for a stranger.",
    )


def add_once(draw: Drawer) -> Made:
    members, fresh = draw.array(8, draw.one(4, 6, 8, 10)), draw.variable(8)
    count = draw.variable(8, below=members.length + 1)
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, 0),
        While(check(spot, "<", count), (when(check(at(members, spot), "==", fresh), Stop()), more(spot))),
        when(
            Both(check(spot, "==", count), check(count, "<", members.length)),
            put(at(members, count), fresh),
            more(count),
        ),
    )
    return program, (
        f"Write a routine that adds the byte {fresh.address} to a set kept as a list: if none of the first byte[{count.address}] of the bytes at {members.address} equals it and there are fewer than {members.length}, append it and raise the count. The count is never above {members.length}.",
        f"How do I append without duplicates? List at {members.address}, capacity {members.length}, length in {count.address} (0 to {members.length}); new value {fresh.address}. Already in it, or list full: change nothing.",
        f"n = byte[{count.address}] <= {members.length}; if x not in a[0..n-1] and n < {members.length}: a[n] = x, ++n; x = byte[{fresh.address}], a = bytes at {members.address}.",
        f"My quest log keeps each clue once. It has {members.length} places from {members.address} on, {count.address} of them used (at most all). Clue {fresh.address} is found: note it behind the others unless it's noted already or the log is full.",
    )


def take_out(draw: Drawer) -> Made:
    members = draw.array(8, draw.one(4, 6, 8, 10))
    count, gone = draw.variable(8, below=members.length + 1), draw.variable(8)
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, 0),
        While(check(spot, "<", count), (when(check(at(members, spot), "==", gone), Stop()), more(spot))),
        when(check(spot, "<", count), less(count), put(at(members, spot), at(members, count))),
    )
    return program, (
        f"Write a routine that removes the first byte equal to {gone.address} from an unordered list: byte[{count.address}] bytes (at most {members.length}) at {members.address}. The last entry takes its place and the count goes down by 1. Nothing happens if it isn't in the list.",
        f"How do I delete by swapping with the last? List {members.address}, length {count.address} (0-{members.length}), value to delete {gone.address}, first occurrence only: overwrite it with the last entry, decrement the length; not found: no change.",
        f"n = byte[{count.address}] (<= {members.length}); i = first i < n with a[i] == byte[{gone.address}]; if there is one: --n, a[i] = a[n]. a = bytes at {members.address}; only a[i] and n change.",
        f"Enemies in the room are numbered in a list from {members.address}, {count.address} tells how many (never over {members.length}); order doesn't matter. Enemy {gone.address} leaves: copy the last one of the list onto its first entry and shorten the list by one. If no entry has that number, leave all as it is.",
    )


def same_members(draw: Drawer) -> Made:
    asked, known, missing = draw.array(8, draw.one(4, 6, 8, 10)), draw.variable(16), draw.variable(8)
    masks = Table("BitMaskTable", "bit mask", tuple(1 << n for n in range(16)), 16)
    absent = check(masked(known, at(masks, Field(Read(Here(asked)), 0, 4))), "==", 0)
    program = (put(missing, 0), Each((asked,), (when(absent, more(missing)),)))
    return program, (
        f"Write a routine that counts how many of the {where(asked)} name an element that is not in a set: the low 4 bits of an entry are the element's number, the word {known.address} is the set (bit n = element n). Count to {missing.address}.",
        f"How do I count list entries missing in a 16-bit set? List: {where(asked)}, number = entry & 15; set: word {known.address}. Number of entries whose bit is clear (repeats count again) to the byte {missing.address}.",
        f"byte[{missing.address}] = #{{i < {asked.length}: (word[{known.address}] >> (a[i] & 15) & 1) == 0}}; a: {where(asked)}.",
        f"A text of {asked.length} runes ({asked.address}, a byte each, the rune is its low nibble) lies before the hero, who can read those with a 1 in {known.address} (16 bits, bit number = rune). How many runes of the text can't he read? {missing.address}.",
    )


def set_range_in_bits(draw: Drawer) -> Made:
    made, first, last = draw.variable(16), draw.variable(8, below=16), draw.variable(8, below=16)
    clear = draw.maybe(0.35)
    masks = Table("BitMaskTable", "bit mask", tuple(1 << n for n in range(16)), 16)
    spot = Algorithms(draw).own("spot")
    change = masked(made, Unary("not", Read(at(masks, spot)))) if clear else joined(made, at(masks, spot))
    program = (put(spot, first), While(check(spot, "<=", last), (put(made, change), more(spot))))
    verb = "clears" if clear else "sets"
    return program, (
        f"Write a routine that {verb} the bits from number byte[{first.address}] to number byte[{last.address}], both included, in the word {made.address}. Both numbers are 0 to 15; if the first is the greater one, nothing happens.",
        f"How do I {verb[:-1]} a range of bits? Word {made.address}, first bit {first.address}, last bit {last.address} (bytes below 16, inclusive, empty if first > last).",
        f"for k = byte[{first.address}]; k <= byte[{last.address}]; ++k: word[{made.address}] {'&= ~(1 << k)' if clear else '|= 1 << k'}; both below 16.",
        f"A hotel of 16 rooms: bit n of the word {made.address} is 1 if room n is booked. {'Free' if clear else 'Book'} rooms {first.address} through {last.address} (numbers under 16; nothing to do when the first is above the last).",
    )


def unique_neighbours(draw: Drawer) -> Made:
    sorted_list, kept = draw.array(8, draw.one(4, 6, 8, 10, 12)), draw.variable(8)
    target = draw.array(8, sorted_list.length)
    own = Algorithms(draw).own
    before = own("before")
    program = (
        put(at(target, 0), at(sorted_list, 0)),
        put(before, at(sorted_list, 0)),
        put(kept, 1),
        Each(
            (sorted_list,),
            (
                when(
                    check(Here(sorted_list), "!=", before),
                    put(before, Here(sorted_list)),
                    put(at(target, kept), before),
                    more(kept),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that copies the {where(sorted_list)} to {target.address} and leaves out each one that equals its predecessor; the number of bytes written goes to {kept.address}. The rest of the target area stays.",
        f"How do I remove adjacent duplicates? From the {where(sorted_list)} to {target.address} (room for as many); of a run of equal bytes write one; new length in byte {kept.address}.",
        f"n = 0; for i < {sorted_list.length}: if i == 0 or a[i] != a[i - 1]: b[n++] = a[i]; byte[{kept.address}] = n; a = bytes at {sorted_list.address}, b = bytes at {target.address}.",
        f"A stuttering text of {sorted_list.length} letters ({sorted_list.address}) should be written once without the doubled letters: 'aabccca' is 'abca'. Into {target.address}, its new length into {kept.address}; don't touch what lies behind it.",
    )


def merge_sorted(draw: Drawer) -> Made:
    length = draw.one(3, 4, 5, 6)
    one, other = draw.array(8, length), draw.array(8, length)
    made = draw.array(8, 2 * length)
    own = Algorithms(draw).own
    i, j, k = own("left place"), own("right place"), own("target place")
    from_left = (put(at(made, k), at(one, i)), more(i))
    from_right = (put(at(made, k), at(other, j)), more(j))
    program = (
        put(i, 0),
        put(j, 0),
        put(k, 0),
        While(
            check(k, "<", 2 * length),
            (
                If(
                    check(j, ">=", length),
                    from_left,
                    (
                        If(
                            check(i, ">=", length),
                            from_right,
                            (If(check(at(one, i), "<=", at(other, j)), from_left, from_right),),
                        ),
                    ),
                ),
                more(k),
            ),
        ),
    )
    return program, (
        f"Write a routine that does one merge of two lists of {length} bytes, at {one.address} and {other.address}, into {2 * length} bytes at {made.address}: again and again move on the smaller of the two front elements (of equals the first list's) and, when one list is used up, the rest of the other. The lists may be unsorted; do just that.",
        f"How do I merge two arrays like in merge sort? A: {length} bytes at {one.address}; B: {length} bytes at {other.address}; out: {made.address}. Take A's front if it is <= B's front or B is exhausted, else B's front. No assumption that they are sorted.",
        f"i = j = 0; for k < {2 * length}: out[k] = j == {length} or (i < {length} and a[i] <= b[j]) ? a[i++] : b[j++]; bytes; a = {one.address}, b = {other.address}, out = {made.address}.",
        f"Two queues of {length} people ({one.address} and {other.address}, a byte each, their ticket numbers) go through one door in the order written to {made.address}: of the two in front the one with the lower ticket goes first, the first queue's on a tie, and when a queue is empty the other just walks on.",
    )


RECIPES = (
    unite_sets,
    is_subset,
    are_disjoint,
    size_of_set,
    lowest_in_set,
    set_of_list,
    list_of_set,
    is_in_list,
    add_once,
    take_out,
    same_members,
    set_range_in_bits,
    unique_neighbours,
    merge_sorted,
)
