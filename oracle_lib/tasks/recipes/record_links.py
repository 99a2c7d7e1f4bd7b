"""Records and links: fields moved together, chains turned round, unlinked and added up, indices put in order."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Both,
    Chosen,
    Each,
    Either,
    Field,
    Fill,
    Here,
    If,
    Index,
    Joined,
    Number,
    Pointed,
    Read,
    Repeat,
    Report,
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
    listed,
    masked,
    more,
    plus,
    put,
    size,
    when,
    where,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def clone_record(draw: Drawer) -> Made:
    one, two = draw.records(*draw.one((8, 8), (8, 16), (16, 8)))
    source, target = draw.variable(8, below=one.length), draw.variable(8, below=one.length)
    program = (put(at(one, target), at(one, source)), put(at(two, target), at(two, source)))
    low, high = sorted((one, two), key=lambda field: field.address)
    return program, (
        f"There are {one.length} records of {one.step} bytes. Two of their fields matter: a {size(one)} (that of record 0 at {one.address}) and a {size(two)} (record 0: {two.address}). Copy both from record byte[{source.address}] to record byte[{target.address}]; both numbers are below {one.length}.",
        f"r[d].a = r[s].a; r[d].b = r[s].b. a: {size(one)} at {one.address} + {one.step} * n, b: {size(two)} at {two.address} + {one.step} * n; s = byte {source.address}, d = byte {target.address}, both < {one.length}.",
        f"How do I clone two fields of {one.step}-byte records? Field addresses for number 0: {low.address} ({size(low)}), {high.address} ({size(high)}); from number {source.address} to number {target.address} (0 to {one.length - 1}).",
        f"A splitting slime: enemy number {target.address} gets the {one.meaning} ({size(one)}, {one.address}) and the {two.meaning} ({size(two)}, {two.address}) of enemy number {source.address}. These are the addresses for enemy 0; every enemy takes {one.step} bytes, and there are {one.length}, so both numbers are lower than that.",
        f"Copy fields {one.address}/{two.address} ({size(one)}/{size(two)}, stride {one.step}) of entry [{source.address}] to entry [{target.address}]; entries 0-{one.length - 1}.",
    )


def exchange_records(draw: Drawer) -> Made:
    one, two = draw.records(8, draw.one(8, 16))
    first, second = draw.variable(8, below=one.length), draw.variable(8, below=one.length)
    program = (Swap(at(one, first), at(one, second)), Swap(at(two, first), at(two, second)))
    return program, (
        f"Exchange two entries of a record array: numbers byte[{first.address}] and byte[{second.address}], both under {one.length}. Each record has {one.step} bytes; exchanged are its byte (at {one.address} in record 0) and its {size(two)} (at {two.address} in record 0).",
        f"swap(r[i].a, r[j].a); swap(r[i].b, r[j].b). a: byte {one.address}, b: {size(two)} {two.address}, record size {one.step}, i = [{first.address}], j = [{second.address}], < {one.length}.",
        f"How do I let two records swap two of their fields? Stride {one.step}, {one.length} records, byte field from {one.address}, {size(two)} field from {two.address}; record numbers in {first.address} and {second.address}, in range.",
        f"Drag and drop in my party screen: hero {first.address} and hero {second.address} (numbers 0 to {one.length - 1}) change places. A hero's record is {one.step} bytes; swap his {one.meaning}, a byte (hero 0: {one.address}), and his {two.meaning}, a {size(two)} (hero 0: {two.address}).",
    )


def reverse_chain(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(3, 4, 5, 6, 8))
    head = draw.variable(8)
    own = Algorithms(draw).own
    before, node, after = own("before"), own("node"), own("after")
    program = (
        put(before, 0xFF),
        put(node, head),
        While(
            check(node, "<", links.length),
            (put(after, at(links, node)), put(at(links, node), before), put(before, node), put(node, after)),
        ),
        put(head, before),
    )
    return program, (
        f"Turn a singly linked list round. Its head is the number in {head.address}, next numbers are the {where(links)}; a number of {links.length} or more ends it. Starting with $FF as the one before, let every node point to the one visited before it and go on where it pointed until now; at the end the last visited one becomes the head ($FF if there was none).",
        f"p = $FF; n = head; while n < {links.length}: t = next[n], next[n] = p, p = n, n = t; head = p. next: {where(links)}; head: byte {head.address}.",
        f"How do I reverse a list linked by index in place? Head byte {head.address}; next[n] at {links.address} + n, {links.length} nodes, >= {links.length} is nil, write $FF for nil. The usual three-variable walk; the head becomes the node visited last, or $FF for an empty list.",
        f"Reverse the linked list: head {head.address}, links {links.address} + n (n < {links.length}, anything else is the end, new end $FF). Pass through it once, pointing each node back.",
        f"The snake turns round: head segment in {head.address}, behind segment s follows segment byte[{links.address} + s], {links.length} or higher means no more. Walk from the head, making each follow-number name the segment walked just before ($FF for the first), until no segment follows, and store the segment reached last as head ($FF if the head was none).",
    )


def total_along_chain(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(4, 6, 8))
    values = draw.array(8, links.length)
    head, total = draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    node, turns = own("node"), own("turns")
    program = (
        put(total, 0),
        put(turns, links.length),
        put(node, head),
        While(
            Both(check(node, "<", links.length), check(turns, "!=", 0)),
            (more(total, Widened(Read(at(values, node)))), put(node, at(links, node)), less(turns)),
        ),
    )
    return program, (
        f"Add up the values of a linked list as a word at {total.address}: first node byte[{head.address}], each node's value among the {where(values)}, each next node among the {where(links)}; {links.length} and above ends the list. After {links.length} nodes stop in any case.",
        f"sum of v[n] along n = [{head.address}], next[n], ... while n < {links.length}, at most {links.length} nodes. next {links.address}, v {values.address} (bytes), 16-bit sum -> {total.address}.",
        f"How do I walk a chain and total it? Start {head.address}; next byte at {links.address} + n; value byte at {values.address} + n; end mark: anything >= {links.length}. Loops may occur, so count no more than {links.length} nodes. Word to {total.address}.",
        f"What does the whole caravan carry? Wagon {head.address} leads (it may be no wagon at all), wagon n is followed by wagon byte[{links.address} + n]; numbers from {links.length} on mean nobody. Loads are bytes from {values.address}. Sum as a word to {total.address}; no more than {links.length} wagons, even if they go in a circle.",
    )


def chain_holds_node(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    links = draw.array(8, length)
    start, wanted = draw.variable(8, below=length), draw.variable(8, below=length)
    own = Algorithms(draw).own
    node, found = own("node"), own("found")
    program = (
        put(found, 0),
        put(node, start),
        Repeat(
            Number(length),
            (when(check(node, "==", wanted), put(found, 1)), put(node, masked(at(links, node), length - 1))),
        ),
        Report(check(found, "!=", 0)),
    )
    return program, (
        f"Can node byte[{wanted.address}] be reached from node byte[{start.address}] (both below {length}) by following links? The link of a node is the low {length.bit_length() - 1} bits of its byte among the {where(links)}. A node reaches itself. Carry set: yes, clear: no.",
        f"Carry = [{wanted.address}] is on the path s, next[s], next[next[s]], ...; s = [{start.address}]; next[n] = byte[{links.address} + n] & {length - 1}; both numbers < {length}.",
        f"How do I search a chain that has no end? {length} links from {links.address}, each & {length - 1}; start {start.address}, wanted {wanted.address}, in range. After {length} nodes (the start is the first) everything reachable was seen. Found = SEC, else CLC.",
        f"Does rumour reach person {wanted.address}? Person {start.address} has it first, and every person p of {length} tells person byte[{links.address} + p] & {length - 1}. Both are real persons (0 to {length - 1}). Return with carry set if it does, be it at once.",
        f"Reachability along one-way portals: portal n leads to ({links.address} + n) & {length - 1}. From {start.address} to {wanted.address} in any number of jumps, none included? Carry says yes. Inputs < {length}.",
    )


def unlink_both_ways(draw: Drawer) -> Made:
    nexts, befores = draw.slots(8, 8)
    node = draw.variable(8, below=nexts.length)
    own = Algorithms(draw).own
    after, before = own("after"), own("before")
    program = (
        put(after, at(nexts, node)),
        put(before, at(befores, node)),
        when(check(before, "<", nexts.length), put(at(nexts, before), after)),
        when(check(after, "<", nexts.length), put(at(befores, after), before)),
    )
    return program, (
        f"Take node byte[{node.address}] (below {nexts.length}) out of a doubly linked list: next numbers in the {where(nexts)}, previous numbers from {befores.address}; {nexts.length} or more means there is none. The neighbours, as far as they exist, get linked to each other; the node's own two bytes stay.",
        f"n = next[i], p = prev[i]; if p < {nexts.length}: next[p] = n; if n < {nexts.length}: prev[n] = p. next {nexts.address}, prev {befores.address}, i = byte {node.address} < {nexts.length}.",
        f"How do I unlink from a doubly linked list of indices? {nexts.length} nodes, next {nexts.address}, prev {befores.address}, none = {nexts.length} or higher, node {node.address} (valid). Only the neighbours' links change, the one before first.",
        f"Dancers in a row hold hands: dancer d knows the one to the right (byte {nexts.address} + d) and to the left (byte {befores.address} + d); a number from {nexts.length} on is nobody. Dancer {node.address}, one of the {nexts.length}, steps out: his left neighbour's right hand takes his right neighbour, and vice versa, where such neighbours exist (left first).",
    )


def link_before(draw: Drawer) -> Made:
    nexts, befores = draw.slots(8, 8)
    node, fresh = draw.variable(8, below=nexts.length), draw.variable(8, below=nexts.length)
    before = Algorithms(draw).own("before")
    program = (
        put(before, at(befores, node)),
        put(at(befores, fresh), before),
        put(at(nexts, fresh), node),
        put(at(befores, node), fresh),
        when(check(before, "<", nexts.length), put(at(nexts, before), fresh)),
    )
    return program, (
        f"Insert node byte[{fresh.address}] before node byte[{node.address}] in a doubly linked list (both below {nexts.length}). next: {where(nexts)}, prev: bytes from {befores.address}, numbers of {nexts.length} and more mean none. Set the new node's prev to the old one's prev and its next to the old node, the old node's prev to the new one, and if there was a previous node, its next to the new one, in that order.",
        f"p = prev[i]; prev[f] = p; next[f] = i; prev[i] = f; if p < {nexts.length}: next[p] = f. i [{node.address}], f [{fresh.address}], both < {nexts.length}; next {nexts.address}, prev {befores.address}.",
        f"How do I hook a new sprite in front of another in a two-way draw list? next {nexts.address}, prev {befores.address}, {nexts.length} sprites, other numbers = none. Old sprite {node.address}, new one {fresh.address}, in range. First new.prev = old.prev and new.next = old, then old.prev = new, then the next of the former prev (if it is a sprite).",
        f"Queue jumping: person {fresh.address} pushes in ahead of person {node.address}. Each of {nexts.length} people has the number of who is behind (from {nexts.address}) and of who is ahead (from {befores.address}; {nexts.length} or higher: nobody). Update in this order: whom the newcomer sees ahead, then whom behind; whom {node.address} sees ahead; whom the person formerly ahead, if any, sees behind.",
    )


def hash_insert_probe(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    keys = draw.array(8, length)
    key, result = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, tries = own("place"), own("tries")
    program = (
        put(place, masked(key, length - 1)),
        put(tries, length),
        While(
            Both(check(at(keys, place), "!=", 0), check(tries, "!=", 0)),
            (put(place, masked(plus(place, 1), length - 1)), less(tries)),
        ),
        If(
            check(tries, "==", 0),
            (put(result, 0xFF),),
            (put(at(keys, place), key), put(result, place)),
        ),
    )
    return program, (
        f"Insert the key byte[{key.address}] into a hash table with open addressing: the {where(keys)}, 0 = free. Start at key & ${length - 1:X}, go to the next place (from the last to the first) until a free one is met, write the key there and its index to {result.address}. If all {length} are taken, change nothing and store $FF.",
        f"Linear probing, insert only: h = k & {length - 1}, while t[h] != 0: h = (h + 1) & {length - 1}. t: {where(keys)}; k: {key.address}. t[h] = k, byte[{result.address}] = h; full: byte[{result.address}] = $FF.",
        f"How do I put a byte into the {length}-bucket hash table? Buckets {keys.address}, empty 0; first bucket = low {length.bit_length() - 1} bits of {key.address}; collisions move up one, cyclically. Index used -> {result.address}, $FF if no bucket is empty. No check for duplicates.",
        f"A hotel with {length} rooms in a ring (guest byte each from {keys.address}, 0: vacant). Guest {key.address} asks first at room number {key.address} mod {length}, then at the next ones. He moves into the first vacant room, its number goes to {result.address}; in a full house $FF does.",
    )


def bucket_counts(draw: Drawer) -> Made:
    keys, count = draw.array(8, draw.one(6, 8, 12, 16, 20)), draw.one(4, 8)
    buckets = draw.array(8, count)
    low = draw.rng.randrange(0, 6)
    bits = count.bit_length() - 1
    program = (
        Fill(buckets, Number(0)),
        Each((keys,), (more(at(buckets, Field(Read(Here(keys)), low, bits))),)),
    )
    return program, (
        f"Count the {where(keys)} by bits {low} to {low + bits - 1}: the {count} counters at {buckets.address} (bytes, cleared first) tell how many keys have each value of these bits.",
        f"for i < {count}: c[i] = 0; for each k of {keys.length} bytes {keys.address}: ++c[(k >> {low}) & {count - 1}]. c: {buckets.address}.",
        f"How do I get the first pass of a radix sort, the bucket sizes? Keys: {where(keys)}; digit = bits {low}-{low + bits - 1}; {count} byte counters {buckets.address}, starting from 0.",
        f"Sort {keys.length} letters (bytes from {keys.address}) into {count} pigeonholes by (letter >> {low}) & {count - 1}, and only tell how many land in each hole: bytes from {buckets.address}, empty before.",
    )


def invert_permutation(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    order, ranks = draw.array(8, length), draw.array(8, length)
    bits = length.bit_length() - 1
    program = (
        Fill(ranks, Number(0xFF)),
        Each((order,), (put(at(ranks, Field(Read(Here(order)), 0, bits)), Index()),)),
    )
    return program, (
        f"The {where(order)} say who stands at each place (low {bits} bits, others ignored). Build the opposite list at {ranks.address}: for each of the {length} numbers the place where it stands, the last one if it stands at several, $FF if nowhere.",
        f"inv[*] = $FF; for i < {length}: inv[p[i] & {length - 1}] = i. p {order.address}, inv {ranks.address}, bytes.",
        f"How do I invert an index list? p: {where(order)}, of each only p & {length - 1}. Result {ranks.address}: position of every number 0 to {length - 1}; missing ones $FF; repeated ones: highest position.",
        f"{order.address} lists the racers in the order in which they came in, {length} bytes (racer number in the lowest {bits} bits). I want it the other way round: for racer r his place 0 to {length - 1} at {ranks.address} + r. Who is not in the list has $FF; who is in it twice, his later place.",
    )


def is_permutation(draw: Drawer) -> Made:
    order = draw.array(8, draw.one(3, 4))
    seen = Algorithms(draw).own("seen")
    bits = Table("BitTable", "bit", (1, 2, 4, 8))
    program = (
        put(seen, 0),
        Each((order,), (put(seen, joined(seen, at(bits, Field(Read(Here(order)), 0, 2)))),)),
        Report(check(seen, "==", (1 << order.length) - 1)),
    )
    n = order.length
    return program, (
        f"Check that the lowest two bits of the {where(order)} contain each of the numbers 0 to {n - 1} exactly once (and so nothing else). Carry set if that holds, else clear.",
        f"Carry = {{a[i] & 3}} == {{0..{n - 1}}} for the {where(order)}.",
        f"How do I validate a play order of {n}? Numbers are bytes from {order.address}, & 3; every one of 0 to {n - 1} must turn up. SEC if fine, CLC if something is missing, doubled or too high.",
        f"{n} players took cards numbered from 0 to {n - 1} to decide who starts; the cards are the low two bits of the bytes at {order.address}. Somebody may have cheated: return carry clear unless all {n} numbers are there.",
    )


def sort_index_list(draw: Drawer) -> Made:
    keys = draw.array(8, draw.one(4, 5, 6))
    order = draw.array(8, keys.length)
    own = Algorithms(draw).own
    first, other, best = own("first"), own("other"), own("best")
    down = draw.maybe(0.5)
    n = keys.length
    program = (
        put(first, 0),
        While(
            check(first, "<", n),
            (
                put(best, 0),
                put(other, 0),
                While(
                    check(other, "<", n),
                    (
                        when(
                            Either(
                                check(at(keys, other), ">" if down else "<", at(keys, first)),
                                Both(
                                    check(at(keys, other), "==", at(keys, first)),
                                    check(other, "<", first),
                                ),
                            ),
                            more(best),
                        ),
                        more(other),
                    ),
                ),
                put(at(order, best), first),
                more(first),
            ),
        ),
    )
    word, end = ("descending", "highest") if down else ("ascending", "lowest")
    return program, (
        f"Sort indirectly: write to {order.address} the indices (bytes) of the {where(keys)} in the order of their values, {word}, unsigned; of equal values the lower index comes first. The values stay where they are.",
        f"order = argsort(k), {word}, stable. k: {where(keys)}; order: {n} bytes {order.address}.",
        f"How do I get a draw order for {n} objects without moving them? Keys {keys.address} (unsigned bytes), object numbers to {order.address}, {end} key first, ties by number.",
        f"Initiative: each of {n} fighters rolled a value (bytes from {keys.address}). Fill {order.address} with the fighter numbers in turn order, {end} roll first; with equal rolls the lower number goes first.",
    )


def skip_sized_entries(draw: Drawer) -> Made:
    stream = draw.array(8, draw.one(8, 10, 12, 14))
    wanted, found = draw.variable(8, below=8), draw.variable(8)
    own = Algorithms(draw).own
    place, left = own("place"), own("left")
    program = (
        put(place, 0),
        put(left, wanted),
        While(
            check(left, "!=", 0),
            (
                put(place, plus(plus(place, masked(at(stream, place), 3)), 1)),
                when(check(place, ">=", stream.length), put(place, 0xFF), Stop()),
                less(left),
            ),
        ),
        put(found, place),
    )
    return program, (
        f"In the {stream.length} bytes from {stream.address} lie entries of various lengths: the low two bits of an entry's first byte tell how many bytes follow it, then comes the next entry. Store the index at which entry number byte[{wanted.address}] (0 to 7) begins at {found.address}, or $FF if it would begin at {stream.length} or behind.",
        f"i = 0; repeat [{wanted.address}] (< 8) times: i += 1 + (b[i] & 3), if i >= {stream.length}: i = $FF, stop. byte[{found.address}] = i. b: {where(stream)}.",
        f"How do I find the n-th entry of a list whose entries start with their size? Data {where(stream)}; entry length = 1 + (first byte & 3). n = {wanted.address}, below 8. Offset to {found.address}; outside the data: $FF.",
        f"My room data is a row of objects: a head byte, whose lowest two bits count the parameter bytes behind it. Where is object number {wanted.address} (never more than 7)? Data: {stream.length} bytes at {stream.address}. Offset from there to {found.address}; $FF if the data ends before.",
    )


def pointer_variant_field(draw: Drawer) -> Made:
    pointer, result = draw.pointer(), draw.variable(8)
    first, second, third = draw.rng.sample(range(1, 8), 3)
    kind, other = draw.rng.sample(range(16), 2)
    one, two, three = (Read(Pointed(pointer, Number(offset))) for offset in (first, second, third))
    program = (
        put(
            result,
            Chosen(
                check(Pointed(pointer, Number(0)), "==", kind),
                one,
                Chosen(check(Pointed(pointer, Number(0)), "==", other), two, three),
            ),
        ),
    )
    bits = pointer.width
    return program, (
        f"The {bits}-bit pointer at {pointer.address} leads to an object whose first byte is its kind. Its size byte is at offset {first} if the kind is {kind}, at offset {second} if it is {other}, and at offset {third} for all other kinds. Get it into {result.address}.",
        f"k = p[0]; byte[{result.address}] = p[k == {kind} ? {first} : k == {other} ? {second} : {third}]. p = {bits}-bit pointer at {pointer.address}.",
        f"How do I read a field whose place depends on the type? Type = first byte behind the {'long' if bits == 24 else 'near'} pointer {pointer.address}. Type {kind}: offset {first}; type {other}: offset {second}; else offset {third}. Result {result.address}.",
        f"Doors, chests and signs share one list, and {pointer.address} ({bits} bits, direct page) points to the current one. Byte 0 says what it is. The text number stands at byte {first} for kind {kind}, at byte {second} for kind {other}, at byte {third} otherwise; fetch it to {result.address}.",
    )


def pointer_inner_offset(draw: Drawer) -> Made:
    pointer = draw.pointer()
    result, choice = draw.variable(8), draw.variable(8, below=draw.one(2, 4))
    assert choice.below is not None
    held = Algorithms(draw).own("held")
    program = (
        put(held, masked(Pointed(pointer, Read(choice)), 7)),
        put(result, Pointed(pointer, Read(held))),
    )
    return program, (
        f"Behind the {pointer.width}-bit pointer at {pointer.address} lies a block that begins with {choice.below} offsets, a byte each. Take offset number byte[{choice.address}] (below {choice.below}), keep its low three bits, and store the byte that many bytes from the block's start at {result.address}.",
        f"byte[{result.address}] = p[p[n] & 7]; p: {pointer.width}-bit pointer at {pointer.address}, n: byte {choice.address} < {choice.below}.",
        f"How do I follow an offset inside the data a pointer leads to? Pointer {pointer.address} ({pointer.width} bits); entry {choice.address} (< {choice.below}) of the byte offsets at its start, & 7, counts from the start of the data. Byte there -> {result.address}.",
        f"Each level block starts with {choice.below} small directory bytes; of one only bits 0-2 are the distance from the block's first byte to the value meant. {pointer.address} points to the block ({pointer.width}-bit), {choice.address} (0 to {choice.below - 1}) picks the directory byte. The value goes to {result.address}.",
    )


def join_split_pointers(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8)
    low, high = draw.table(length), draw.table(length)
    number, pointer = draw.variable(8), draw.variable(16)
    program = (
        If(
            check(number, "<", length),
            (put(pointer, Joined(Read(at(high, number)), Read(at(low, number)))),),
            (put(pointer, 0),),
        ),
    )
    return program, (
        f"Fetch a 16-bit pointer from a split table: low bytes {listed(low)}, high bytes {listed(high)}. Entry byte[{number.address}] goes as a word to {pointer.address}; for a number of {length} or more store 0.",
        f"word[{pointer.address}] = n < {length} ? hi[n] << 8 | lo[n] : 0; n = byte {number.address}; lo = {listed(low)}; hi = {listed(high)}.",
        f"How do I look a word up when its low and high bytes are in two tables? lo: {listed(low)}. hi: {listed(high)}. Index {number.address}; out of range (>= {length}) gives 0. Result {pointer.address}.",
        f"Song {number.address}'s data address, please, to {pointer.address} (16 bits). The lows are {listed(low)}, the highs {listed(high)}; there are only {length} songs, any other number has address 0.",
    )


def best_partner(draw: Drawer) -> Made:
    kinds, powers = draw.records(8, 8) if draw.maybe(0.5) else draw.slots(8, 8)
    wanted, result = draw.variable(8), draw.variable(8)
    best = Algorithms(draw).own("best")
    program = (
        put(best, 0),
        put(result, 0xFF),
        Each(
            (kinds, powers),
            (
                when(
                    Both(check(Here(kinds), "==", wanted), check(Here(powers), ">", best)),
                    put(best, Here(powers)),
                    put(result, Index()),
                ),
            ),
        ),
    )
    apart = f", {kinds.step} bytes apart" if kinds.stride else ""
    return program, (
        f"Of {kinds.length} entries{apart} (kind byte of the first at {kinds.address}, strength byte of the first at {powers.address}) find the strongest one whose kind is byte[{wanted.address}]; its number goes to {result.address}. The first of equals; strength 0 does not count; none: $FF.",
        f"byte[{result.address}] = argmax p[i] over k[i] == [{wanted.address}], p[i] > 0; first on ties, $FF if empty. k {kinds.address}, p {powers.address}, i < {kinds.length}{apart}, unsigned.",
        f"How do I find the best of one kind? Kinds {kinds.address}, values {powers.address}, {kinds.length} of each{apart}; kind wanted in {wanted.address}. Index of the greatest value (unsigned, above 0; ties: lowest index) to {result.address}, or $FF.",
        f"Which of my {kinds.length} monsters should fight? I want type {wanted.address}. Types from {kinds.address}, levels from {powers.address}{apart}. Highest level wins, the earlier one of two alike, level 0 never; write the number, or $FF for nobody, to {result.address}.",
    )


RECIPES = (
    clone_record,
    exchange_records,
    reverse_chain,
    total_along_chain,
    chain_holds_node,
    unlink_both_ways,
    link_before,
    hash_insert_probe,
    bucket_counts,
    invert_permutation,
    is_permutation,
    sort_index_list,
    skip_sized_entries,
    pointer_variant_field,
    pointer_inner_offset,
    join_split_pointers,
    best_partner,
)
