"""Containers: linked lists by index, heaps, stacks, rings, hash tables, sorted insertion."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Both,
    If,
    Number,
    Read,
    Repeat,
    Shifted,
    Shove,
    Statement,
    Stop,
    Swap,
    While,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, less, masked, minus, more, plus, put, when, where

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def list_length(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(4, 6, 8, 10))
    first, count = draw.variable(8), draw.variable(8)
    node = Algorithms(draw).own("node")
    program = (
        put(count, 0),
        put(node, first),
        While(
            check(node, "<", links.length),
            (when(check(count, "==", links.length), Stop()), more(count), put(node, at(links, node))),
        ),
    )
    return program, (
        f"Write a routine that counts the members of a linked list: byte[{first.address}] is the number of the first node, the byte at {links.address} + n the number of the node after n; {links.length} or more means the end. If {links.length} have been counted, stop (the list is a circle). Count to {count.address}.",
        f"How do I walk index links safely? Head {first.address}, next[n] = byte[{links.address} + n], n < {links.length}; a number >= {links.length} ends the list. Nodes visited, at most {links.length}, to byte {count.address}.",
        f"n = byte[{first.address}]; c = 0; while n < {links.length} and c < {links.length}: ++c, n = byte[{links.address} + n]; byte[{count.address}] = c.",
        f"Each of {links.length} wagons knows which wagon follows it (bytes from {links.address}; {links.length} or higher: none). The engine pulls wagon {first.address}, which may also be none. How long is the train? Count at most {links.length} wagons, in case it bites its own tail; to {count.address}.",
    )


def insert_after(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(4, 6, 8, 10, 16))
    node, fresh = draw.variable(8, below=links.length), draw.variable(8, below=links.length)
    program = (put(at(links, fresh), at(links, node)), put(at(links, node), fresh))
    return program, (
        f"Write a routine that hangs node byte[{fresh.address}] into a linked list directly behind node byte[{node.address}]: the {where(links)} hold for each node the number of the next. The new node's next is the old next of the other one, whose next becomes the new node. Both numbers are below {links.length}; do it in that order.",
        f"How do I insert into a singly linked list of indices? next: {where(links)}; after node {node.address}; new node {fresh.address} (both < {links.length}). next[new] = next[node]; then next[node] = new.",
        f"next[f] = next[n]; next[n] = f; f = byte[{fresh.address}], n = byte[{node.address}], both < {links.length}; next = bytes at {links.address}.",
        f"Runners pass a torch on: the byte {links.address} + r tells to whom runner r hands it ({links.length} runners). Runner {fresh.address} steps in directly after runner {node.address} (numbers always under {links.length}): first he learns to whom the other handed it, then the other hands it to him.",
    )


def unlink_after(draw: Drawer) -> Made:
    links = draw.array(8, draw.one(4, 6, 8, 10, 16))
    node, removed = draw.variable(8, below=links.length), draw.variable(8)
    gone = Algorithms(draw).own("gone")
    program = (
        put(gone, at(links, node)),
        put(removed, gone),
        when(check(gone, "<", links.length), put(at(links, node), at(links, gone))),
    )
    return program, (
        f"Write a routine that takes the successor of node byte[{node.address}] (below {links.length}) out of a linked list: the {where(links)} hold the number of each node's next one, {links.length} or more means none. The successor's number goes to {removed.address} in any case; if it is a node, the successor's next becomes the node's next.",
        f"How do I delete the node after n? next: {where(links)}; n: byte {node.address} < {links.length}. m = next[n] to {removed.address}; if m < {links.length}: next[n] = next[m].",
        f"m = next[n]; byte[{removed.address}] = m; if m < {links.length}: next[n] = next[m]; n = byte[{node.address}] < {links.length}; next = bytes at {links.address}.",
        f"In a chain of whispers child c whispers to the child byte[{links.address} + c] (children 0 to {links.length - 1}, any other number: to nobody). Whoever comes after child {node.address} is called to lunch: note that number in {removed.address}, and if it is a child, let {node.address}'s child whisper to the one who would have been next. {node.address} is always a child.",
    )


def nth_in_chain(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    links = draw.array(8, length)
    start, steps, reached = draw.variable(8), draw.variable(8, below=10), draw.variable(8)
    node = Algorithms(draw).own("node")
    program = (
        put(node, masked(start, length - 1)),
        Repeat(Read(steps), (put(node, masked(at(links, node), length - 1)),)),
        put(reached, node),
    )
    return program, (
        f"Write a routine that follows links: begin at node byte[{start.address}] & {length - 1} and go on byte[{steps.address}] times (0 to 9) to the node whose number is in the low {length.bit_length() - 1} bits of the present node's link, of the {where(links)}. The node reached goes to {reached.address}.",
        f"How do I take n hops in a link table? Links: {where(links)}, each & {length - 1}; start {start.address} & {length - 1}; hops {steps.address} (< 10). Final node -> byte {reached.address}.",
        f"n = byte[{start.address}] & {length - 1}; repeat byte[{steps.address}] (< 10) times: n = byte[{links.address} + n] & {length - 1}; byte[{reached.address}] = n.",
        f"{length} magic doors, each leads to another: door d to the door in byte {links.address} + d (only the lowest {length.bit_length() - 1} bits matter, here as everywhere). I enter door {start.address} and walk through {steps.address} more doors' leads, never more than 9. Where am I? {reached.address}.",
    )


def root_of_group(draw: Drawer) -> Made:
    parents = draw.array(8, draw.one(4, 6, 8))
    node, root = draw.variable(8, below=parents.length), draw.variable(8)
    here = Algorithms(draw).own("here")
    program = (
        put(here, node),
        While(
            check(at(parents, here), "<", here),
            (put(here, at(parents, here)),),
        ),
        put(root, here),
    )
    return program, (
        f"Write a routine that finds the representative of node byte[{node.address}] (below {parents.length}): as long as the node's parent (the {where(parents)}) has a smaller number than the node, go to the parent. The number of the node where that ends goes to {root.address}.",
        f"How do I do the find of union-find when parents always have lower numbers? parent: {where(parents)}; start {node.address} (< {parents.length}); stop at a node with parent >= node. Byte {root.address}.",
        f"n = byte[{node.address}] < {parents.length}; while p[n] < n: n = p[n]; byte[{root.address}] = n; p = bytes at {parents.address}.",
        f"Every thief but the chiefs names a boss with a lower number than his own ({where(parents)}; thief number = place). Who is the chief over thief {node.address}, who is one of them? A chief is who names himself or a higher number. To {root.address}.",
    )


def heap_parent_swap(draw: Drawer) -> Made:
    heap = draw.array(draw.one(8, 8, 16), draw.one(7, 8, 10, 15, 16))
    place = draw.variable(8, below=heap.length)
    largest = draw.maybe(0.5)
    own = Algorithms(draw).own
    here, parent = own("here"), own("parent")
    program = (
        put(here, place),
        While(
            check(here, "!=", 0),
            (
                put(parent, Shifted(minus(here, 1), "right", 1)),
                when(check(at(heap, here), "<=" if largest else ">=", at(heap, parent)), Stop()),
                Swap(at(heap, here), at(heap, parent)),
                put(here, parent),
            ),
        ),
    )
    word = "greater" if largest else "smaller"
    return program, (
        f"Write a routine that lets an element rise in a binary heap of {where(heap)}: starting at index byte[{place.address}] (below {heap.length}), while it is not at index 0 and is {word} than its parent, at index (i - 1) / 2, exchange the two and go on there. Unsigned.",
        f"How do I sift up in a {'max' if largest else 'min'}-heap? Heap: {where(heap)}; i: byte {place.address} < {heap.length}; parent = (i - 1) >> 1; swap while strictly {word}; the index variable itself stays.",
        f"i = byte[{place.address}] < {heap.length}; while i > 0 and a[i] {'>' if largest else '<'} a[(i - 1) / 2]: swap them, i = (i - 1) / 2; a: {where(heap)}.",
        f"A tournament tree of {heap.length} places ({where(heap)}), winner at place 0; above place p stands place (p - 1) / 2. The contestant at place {place.address} (one of the tree's) got a new value: he changes places upwards as long as he has a {word} value than the one above.",
    )


def stack_top_two(draw: Drawer) -> Made:
    stack = draw.array(8, draw.one(4, 6, 8, 10))
    depth = draw.variable(8, below=stack.length + 1)
    kind = draw.one("swap", "over", "dup")
    one, two = at(stack, minus(depth, 1)), at(stack, minus(depth, 2))
    if kind == "swap":
        program: tuple[Statement, ...] = (when(check(depth, ">=", 2), Swap(one, two)),)
        words = "exchanges the two topmost entries", "with fewer than 2 entries nothing happens"
        formula = "if n >= 2: swap s[n - 1], s[n - 2]"
    elif kind == "over":
        program = (
            when(Both(check(depth, ">=", 2), check(depth, "<", stack.length)), put(at(stack, depth), two), more(depth)),
        )
        words = (
            "pushes a copy of the second entry from the top",
            f"with fewer than 2 entries, or {stack.length} already, nothing happens",
        )
        formula = f"if 2 <= n < {stack.length}: s[n] = s[n - 2], ++n"
    else:
        program = (when(Between(Read(depth), 1, stack.length - 1), put(at(stack, depth), one), more(depth)),)
        words = "pushes a copy of the topmost entry", f"with no entry, or {stack.length} already, nothing happens"
        formula = f"if 1 <= n < {stack.length}: s[n] = s[n - 1], ++n"
    return program, (
        f"Write a routine that {words[0]} of a stack: byte[{depth.address}] entries (0 to {stack.length}), the oldest at {stack.address}, a byte each; {words[1]}.",
        f"How do I implement Forth's {kind.upper()} in memory? Stack: bytes from {stack.address}, capacity {stack.length}; depth {depth.address} (<= {stack.length}). It {words[0]}; {words[1]}.",
        f"{formula}; n = byte[{depth.address}] <= {stack.length}; s = bytes at {stack.address}.",
        f"A pile of cards grows from {stack.address} upwards, {depth.address} cards are on it (never above {stack.length}). The trickster {words[0]}; {words[1]}.",
    )


def ring_count(draw: Drawer) -> Made:
    length = draw.one(8, 16, 32, 64)
    head, tail, used = draw.variable(8, below=length), draw.variable(8, below=length), draw.variable(8)
    free = draw.maybe(0.5)
    number = masked(minus(head, tail), length - 1)
    program = (put(used, minus(Number(length - 1), number) if free else number),)
    what = "free places (one always stays empty)" if free else "waiting entries"
    formula = f"{length - 1} - ((h - t) & {length - 1})" if free else f"(h - t) & {length - 1}"
    return program, (
        f"Write a routine that calculates the number of {what} of a ring buffer with {length} places: {head.address} is where the next entry will be written, {tail.address} where the next is read (both below {length}); equal means empty. Store it at {used.address}.",
        f"How many {what.split(' (')[0]} does a ring have? Write index {head.address}, read index {tail.address}, size {length}, indices < {length}{', one slot is kept free' if free else ''}. Byte {used.address}.",
        f"byte[{used.address}] = {formula}; h = byte[{head.address}], t = byte[{tail.address}], both < {length}.",
        f"Sounds wait in a circle of {length} places. I write at {head.address} and the player reads at {tail.address} (always less than {length}; the same number: nothing waits). {'How many more fit, if one place must remain empty' if free else 'How many wait'}? Answer to {used.address}.",
    )


def probe_hash_table(draw: Drawer) -> Made:
    bits = draw.one(2, 3, 4)
    length = 1 << bits
    keys = draw.array(8, length)
    key, place = draw.variable(8), draw.variable(8)
    blank = draw.one(0, 0xFF)
    own = Algorithms(draw).own
    spot, left = own("spot"), own("left")
    program = (
        put(place, 0xFE),
        put(spot, masked(key, length - 1)),
        put(left, length),
        While(
            check(left, "!=", 0),
            (
                when(check(at(keys, spot), "==", key), put(place, spot), Stop()),
                when(check(at(keys, spot), "==", blank), Stop()),
                put(spot, masked(plus(spot, 1), length - 1)),
                less(left),
            ),
        ),
    )
    return program, (
        f"Write a routine that looks the byte {key.address} up in a hash table of {length} bytes at {keys.address} with linear probing: start at index key & {length - 1}; if the key is there, its index goes to {place.address}; if ${blank:02X} (empty) is there, or all {length} places were tried, $FE goes there; else try the next index, after the last 0. The key is compared first.",
        f"How do I find a key with open addressing? Table {keys.address}, {length} entries, hash = key & {length - 1}, step 1 with wrap, empty ${blank:02X}. Key {key.address}. Index, or $FE if a gap or the end of the round comes first, to {place.address}; a key equal to ${blank:02X} matches a gap.",
        f"i = k & {length - 1}; up to {length} times: if t[i] == k: result i; if t[i] == ${blank:02X}: result $FE; i = (i + 1) & {length - 1}; afterwards $FE. Result to byte[{place.address}]; k = byte[{key.address}]; t = bytes at {keys.address}.",
        f"The cloakroom has {length} hooks ({keys.address}, a byte each, ${blank:02X} is an empty one). Coat {key.address} was meant for the hook of its lowest {bits} bits, or else the next one that was free, round and round. Where is it? First look for the coat, then for emptiness; an empty hook on the way or a whole round in vain: $FE. Hook number to {place.address}.",
    )


def insert_sorted(draw: Drawer) -> Made:
    scores = draw.array(8, draw.one(3, 4, 5, 6, 8))
    fresh = draw.variable(8)
    spot = Algorithms(draw).own("spot")
    up = draw.maybe(0.5)
    program = (
        put(spot, scores.length),
        While(
            check(spot, "!=", 0),
            (
                when(check(at(scores, minus(spot, 1)), "<=" if up else ">=", fresh), Stop()),
                less(spot),
                when(check(spot, "<", scores.length - 1), put(at(scores, plus(spot, 1)), at(scores, spot))),
            ),
        ),
        when(check(spot, "<", scores.length), put(at(scores, spot), fresh)),
    )
    order = "ascending" if up else "descending"
    comes = "greater" if up else "smaller"
    return program, (
        f"Write a routine that inserts the byte {fresh.address} into the {where(scores)} by insertion sort's step: from the back, every entry {comes} than it moves one place back (the last one drops out) until one that isn't is met; directly behind that one it is written (nowhere if the last entry already isn't {comes}). Don't rely on the order of the entries.",
        f"How do I add a value to a sorted top list of {scores.length} bytes at {scores.address} ({order})? Value {fresh.address}. i = {scores.length}; while i > 0 and a[i - 1] {'>' if up else '<'} value: --i, a[i + 1] = a[i] (the last falls out); if i < {scores.length}: a[i] = value.",
        f"i = {scores.length}; while i > 0 and a[i - 1] {'>' if up else '<'} x: i -= 1; if i + 1 < {scores.length}: a[i + 1] = a[i]. if i < {scores.length}: a[i] = x. x = byte[{fresh.address}], a = bytes at {scores.address}, {order}.",
        f"{scores.length} best {'times' if up else 'scores'} stand at {scores.address}, best first. The new one is {fresh.address}: coming from the end of the list it passes everyone whose value is {comes}, each of them goes down a place and the one in last place leaves. It stops below the first that isn't {comes}; if that's the last place's holder, it does not get in.",
    )


def two_stacks(draw: Drawer) -> Made:
    room = draw.array(8, draw.one(6, 8, 10, 12))
    left, right = draw.variable(8, below=room.length // 2 + 1), draw.variable(8, below=room.length // 2 + 1)
    item, side, full = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(full, 0),
        If(
            check(plus(left, right), "==", room.length),
            (put(full, 1),),
            (
                If(
                    check(side, "==", 0),
                    (put(at(room, left), item), more(left)),
                    (more(right), put(at(room, minus(room.length, right)), item)),
                ),
            ),
        ),
    )
    half = room.length // 2
    return program, (
        f"Write a routine that pushes the byte {item.address} onto one of two stacks sharing {room.length} bytes at {room.address}: if {side.address} is 0, onto the one that grows up from the start (byte[{left.address}] entries), otherwise onto the one that grows down from the end (byte[{right.address}] entries). Raise its count. If the counts (each at most {half}) add up to {room.length}, there's no room: {full.address} becomes 1 and nothing else changes; else it becomes 0.",
        f"How do I keep two stacks in one block? Block {room.address}, {room.length} bytes. Lower stack: {left.address} entries, next at index that. Upper: {right.address} entries, next at {room.length} - 1 - that. Push {item.address} to the lower if byte {side.address} is 0, else to the upper, count + 1. Flag {full.address}: 1 = full (counts sum to {room.length}; no push), 0 = done. Counts are <= {half} on entry.",
        f"l = byte[{left.address}], r = byte[{right.address}], both <= {half}; if l + r == {room.length}: byte[{full.address}] = 1; else byte[{full.address}] = 0 and byte[{side.address}] == 0 ? m[l++] = x : (m[{room.length} - ++r] = x); x = byte[{item.address}], m = bytes at {room.address}.",
        f"A shelf of {room.length} places ({room.address}) is filled by two librarians, one from the left ({left.address} books so far), one from the right ({right.address} books so far; neither has more than {half}). Book {item.address} is given to the left one if {side.address} is 0, otherwise to the right one, and goes to the next place in that one's row. Shelf full before that? Then {full.address} = 1 and the book stays outside; otherwise {full.address} = 0.",
    )


def rotate_list(draw: Drawer) -> Made:
    ring = draw.array(draw.one(8, 8, 16), draw.one(3, 4, 5, 6, 8, 10))
    front = draw.maybe(0.5)
    held = Algorithms(draw).own("held", ring.width)
    last = ring.length - 1
    program = (
        put(held, at(ring, 0 if front else last)),
        Shove(ring, not front, Read(held)),
    )
    way = "to the front by one; the first becomes the last" if front else "back by one; the last becomes the first"
    return program, (
        f"Write a routine that rotates the {where(ring)}: all move {way}.",
        f"How do I rotate an array by one element? {where(ring)}; {way}.",
        f"a = {'a[1:] + a[:1]' if front else 'a[-1:] + a[:-1]'}; a: {where(ring)}.",
        f"{ring.length} dancers stand in a row, the {where(ring)}. At the gong everybody moves {way}.",
    )


def partition_by_limit(draw: Drawer) -> Made:
    items, limit, small = draw.array(8, draw.one(4, 5, 6, 8, 10)), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, held = own("place"), own("held")
    program = (
        put(small, 0),
        put(place, 0),
        While(
            check(place, "<", items.length),
            (
                put(held, at(items, place)),
                when(
                    check(held, "<", limit),
                    put(at(items, place), at(items, small)),
                    put(at(items, small), held),
                    more(small),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that does quicksort's partition (Lomuto) on the {where(items)} with the byte {limit.address} as pivot value: going through from the front, each element below it changes places with the element at index byte[{small.address}], which starts at 0 and then goes up by 1. So {small.address} ends as the number of smaller elements.",
        f"How do I bring all entries < x to the front? Array: {where(items)}; x: byte {limit.address}; k = 0 in {small.address}; for i = 0..{items.length - 1}: if a[i] < x: swap a[i], a[k]; ++k. Exactly this scheme, since the order of the rest depends on it.",
        f"k = 0; for i < {items.length}: if a[i] < byte[{limit.address}]: swap(a[i], a[k]), ++k; byte[{small.address}] = k; a = bytes at {items.address}; unsigned.",
        f"Sort the children by height, roughly: from left to right in the row {items.address} ({items.length} bytes), whoever is under {limit.address} changes places with the one at the border, and the border, kept in {small.address} and first at place 0, moves one to the right.",
    )


RECIPES = (
    list_length,
    insert_after,
    unlink_after,
    nth_in_chain,
    root_of_group,
    heap_parent_swap,
    stack_top_two,
    ring_count,
    probe_hash_table,
    insert_sorted,
    two_stacks,
    rotate_list,
    partition_by_limit,
)
