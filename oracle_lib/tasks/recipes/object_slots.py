"""Slots of objects: allocation, eviction, handles, groups, chains, templates and hits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Extreme,
    Here,
    If,
    Index,
    Position,
    Read,
    Saturating,
    Shifted,
    Stop,
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
    either,
    less,
    listed,
    masked,
    more,
    more_up_to,
    plus,
    put,
    when,
    where,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def evict_the_farthest(draw: Drawer) -> Made:
    kinds, places = draw.slots(8, 16)
    camera, kind, slot = draw.variable(16), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    far, gap = own("far", 16), own("gap", 16)
    program = (
        put(slot, Position(kinds, check(Here(kinds), "==", 0), 0xFF)),
        when(
            check(slot, "==", 0xFF),
            put(far, 0),
            put(slot, 0),
            Each(
                (kinds, places),
                (
                    put(gap, Binary("distance", Read(Here(places)), Read(camera))),
                    when(check(gap, ">", far), put(far, gap), put(slot, Index())),
                ),
            ),
        ),
        put(at(kinds, slot), kind),
    )
    return program, (
        f"Get a slot for object kind [{kind.address}]: the first of {kinds.length} whose kind (bytes {kinds.address}) is 0; if all are taken, the one whose x (words {places.address}) is farthest from {camera.address} (first of equals). Write the kind there, slot number to {slot.address}.",
        f"s = first k[i] == 0, else first argmax |x[i] - cam|; k[s] = kind. k {kinds.length} bytes {kinds.address}, x words {places.address}, cam word {camera.address}, kind {kind.address}, s {slot.address}; unsigned.",
        f"How do I always find room for a new effect? Slots 0 to {kinds.length - 1}, type byte {kinds.address} + i (0 is free), x word {places.address} + 2i. Take the lowest free one. When there is none, throw out whatever is farthest from the screen's middle, x word {camera.address}, lower slot on a tie. Store the type byte {kind.address} into it and tell me the slot in {slot.address}.",
        f"allocate or steal: free type 0 first ({where(kinds)}), otherwise max |x - {camera.address}| over the words at {places.address}. new type {kind.address} -> slot, index -> {slot.address}.",
    )


def handle_still_valid(draw: Drawer) -> Made:
    generations = draw.array(8, 16)
    handle, answer = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    slot = own("slot")
    program = (
        put(slot, masked(handle, 15)),
        put(
            answer,
            either(check(masked(at(generations, slot), 15), "==", Shifted(Read(handle), "right", 4)), slot, 0xFF),
        ),
    )
    return program, (
        f"Object handles: the low nibble of {handle.address} is the slot, the high one the generation it was made with. If the low nibble of byte slot of the 16 generations at {generations.address} is that, write the slot to {answer.address}, else $FF.",
        f"s = h & 15; byte[{answer.address}] = (gen[s] & 15) == h >> 4 ? s : $FF. h = byte[{handle.address}], gen = 16 bytes at {generations.address}.",
        f"How do I notice that the sprite I remember has died and its slot is used by another? My reference {handle.address} has the slot number in bits 0-3 and the slot's use count (modulo 16) in bits 4-7. Present use counts: a byte for each of 16 slots from {generations.address}, of which again only four bits matter. Slot to {answer.address} if they agree, $FF if the reference is stale.",
        f"weak reference check. {handle.address} = gen:4 slot:4, slot generations {generations.address}[16] (low 4 bits). valid -> slot number in {answer.address}; stale -> $FF.",
    )


def dense_remove(draw: Drawer) -> Made:
    kinds, timers = draw.slots(8, 8)
    count, gone = draw.variable(8, below=kinds.length + 1), draw.variable(8)
    program = (
        when(check(gone, ">=", count), Stop()),
        less(count),
        put(at(kinds, gone), at(kinds, count)),
        put(at(timers, gone), at(timers, count)),
    )
    return program, (
        f"Remove object {gone.address} from a list without gaps: {count.address} objects (at most {kinds.length}), kinds from {kinds.address}, timers from {timers.address}, a byte each. The last object takes its place and the count drops. A number that isn't below the count changes nothing.",
        f"swap-remove: if i < n: --n, k[i] = k[n], t[i] = t[n]. i {gone.address}, n {count.address} (<= {kinds.length}), k {kinds.address}, t {timers.address}.",
        f"How do I delete particle number {gone.address} in constant time? Order doesn't matter: move the last live one ({count.address} of them, up to {kinds.length}; kind bytes {kinds.address}, life bytes {timers.address}) into the hole and count one less. Ignore numbers of particles that don't exist. Bytes behind the new end may stay.",
        f"erase entry [{gone.address}] of parallel byte arrays {kinds.address} and {timers.address}, length [{count.address}] <= {kinds.length}, by moving the last entry down; out of range = no-op.",
    )


def slot_range_by_class(draw: Drawer) -> Made:
    kinds = draw.array(8, 16)
    sort, kind, slot = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    firsts = draw.one((0, 4, 10, 16), (0, 6, 12, 16), (0, 2, 8, 16), (0, 8, 12, 16))
    starts, ends = Table("FirstSlotTable", "first slot", firsts[:3]), Table("EndSlotTable", "end", firsts[1:])
    found = Algorithms(draw).own("found")
    program = (
        put(found, at(starts, sort)),
        put(slot, 0xFF),
        While(
            check(found, "<", at(ends, sort)),
            (
                when(check(at(kinds, masked(found, 15)), "==", 0), put(slot, found), Stop()),
                more(found),
            ),
        ),
        when(check(slot, "!=", 0xFF), put(at(kinds, masked(slot, 15)), kind)),
    )
    a, b, c, _ = firsts
    return program, (
        f"16 object slots (kind bytes from {kinds.address}, 0 = free) are reserved by class: class 0 has slots {a} to {b - 1}, class 1 {b} to {c - 1}, class 2 {c} to 15. Put kind [{kind.address}] into the first free slot of class {sort.address} (0 to 2) and its number into {slot.address}, $FF (and no change) if that class is full.",
        f"c = byte[{sort.address}] < 3; s = first i in [{firsts}[c], {firsts}[c + 1]) with k[i] == 0, else $FF; if found: k[s] = byte[{kind.address}]; byte[{slot.address}] = s. k at {kinds.address}.",
        f"How do I keep particles from using up the enemies' slots? Give each class its own range of the 16: 0 (enemies) starts at {a}, 1 (shots) at {b}, 2 (effects) at {c} and goes to the end. Class in {sort.address} (valid), kind byte {kind.address}. Lowest slot of the range whose byte at {kinds.address} + slot is 0 receives the kind; report it in {slot.address}, or $FF.",
        f"spawn with reserved ranges {a}-{b - 1} / {b}-{c - 1} / {c}-15 for class [{sort.address}] 0/1/2; types {kinds.address}, 0 free; new type [{kind.address}]; slot or $FF -> {slot.address}.",
    )


def children_attached(draw: Drawer) -> Made:
    places, offsets = draw.slots(16, 8)
    parents = draw.array(8, places.length)
    boss, number = draw.variable(16), draw.variable(8)
    program = (
        Each(
            (places, offsets, parents),
            (
                when(
                    check(Here(parents), "==", number),
                    put(Here(places), plus(boss, Widened(Read(Here(offsets)), True))),
                ),
            ),
        ),
    )
    return program, (
        f"Pin all parts of object {number.address} to it: of {places.length} slots, those whose parent byte (from {parents.address}) is that number get x (words from {places.address}) = {boss.address} + their signed offset (bytes from {offsets.address}).",
        f"for i < {places.length}: if par[i] == n: x[i] = bx + (signed)off[i]. par {parents.address}, off {offsets.address} bytes; x words {places.address}; n {number.address}, bx word {boss.address}; 16 bits, wraps.",
        f"How do I make turrets stick to a tank? Tank number {number.address}, tank x the word at {boss.address}. Each of {places.length} sprites has a parent number ({parents.address} + i), a two's complement offset ({offsets.address} + i) and an x word ({places.address} + 2i). Set the x of the tank's own turrets; others are not its business.",
        f"child x = parent x + offset (sext 8->16). parent [{number.address}], its x {boss.address}; lists: parent ids {parents.address}, offsets {offsets.address}, x {places.address} (words), {places.length} each.",
    )


def class_within_limit(draw: Drawer) -> Made:
    classes = draw.array(8)
    wanted, allowed = draw.variable(8, below=4), draw.variable(8)
    limits = Table("ClassLimitTable", "limit", tuple(draw.rng.randrange(1, 4) for _ in range(4)))
    count = Algorithms(draw).own("count")
    program = (
        put(count, 0),
        Each((classes,), (when(check(Here(classes), "==", wanted), more(count)),)),
        put(allowed, either(check(count, "<", at(limits, wanted)), 1, 0)),
    )
    a, b, c, d = limits.values
    return program, (
        f"May another object of class {wanted.address} (0 to 3) be made? Allowed at once: {a}, {b}, {c}, {d} by class. The classes of those alive are the {where(classes)} (other numbers are empty slots). 1 or 0 to {allowed.address}.",
        f"byte[{allowed.address}] = #(a == c) < ({a}, {b}, {c}, {d})[c]; c = byte[{wanted.address}] < 4, a = {where(classes)}.",
        f"How do I cap each sort of projectile separately? {classes.length} slots hold their sort at {classes.address} ($FF or whatever when unused). Sort to be fired: {wanted.address}, below 4, maximum in flight {a}/{b}/{c}/{d} for sort 0/1/2/3. Write 1 to {allowed.address} while there is room for one more, otherwise 0.",
        f"per-class cap {list(limits.values)}: count bytes == [{wanted.address}] (0-3) in {classes.address}..+{classes.length - 1}; less than cap -> {allowed.address} = 1 else 0.",
    )


def partners_rewired(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    partners = draw.array(8, length)
    first, second = draw.variable(8, below=length), draw.variable(8, below=length)
    old = Algorithms(draw).own("old")
    mask = length - 1
    program = (
        when(check(first, "==", second), Stop()),
        put(old, at(partners, first)),
        when(check(old, "<", length), put(at(partners, masked(old, mask)), 0xFF)),
        put(old, at(partners, second)),
        when(check(old, "<", length), put(at(partners, masked(old, mask)), 0xFF)),
        put(at(partners, first), second),
        put(at(partners, second), first),
    )
    return program, (
        f"Pair up sprites {first.address} and {second.address} (both below {length}): {length} bytes at {partners.address} hold everyone's partner ($FF or anything from {length} on: none). First their old partners, if any, become single ($FF), looking at the first one's, then at the second one's; then the two point to each other. The same number twice: nothing happens.",
        f"if a != b: for z in (a, b): if p[z] < {length}: p[p[z]] = $FF; p[a] = b, p[b] = a. a {first.address}, b {second.address} (< {length}), p {partners.address} [{length}].",
        f"How do I link two portals so that no third one still points to them? Portal numbers in {first.address} and {second.address}, both valid (0 to {length - 1}). partner[i] is the byte {partners.address} + i; {length} or more means unlinked. Whoever the first was linked with gets $FF, then whoever the second is linked with by then, then both get each other's number. Equal numbers: leave everything.",
        f"exclusive pairing in table {partners.address} ({length} bytes, >= {length} = none). unlink previous partners of [{first.address}] and then [{second.address}] (-> $FF), cross-link the two; identical = no-op.",
    )


def free_whole_chain(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    following, kinds = draw.array(8, length), draw.array(8, length)
    start, freed = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    node, held = own("node"), own("held")
    here = masked(node, length - 1)
    program = (
        put(freed, 0),
        put(node, start),
        While(
            check(node, "<", length),
            (
                put(held, at(following, here)),
                put(at(following, here), 0xFF),
                put(at(kinds, here), 0),
                more(freed),
                put(node, held),
            ),
        ),
    )
    return program, (
        f"Free a chain of parts: from slot {start.address} on, set the slot's kind (bytes {kinds.address}) to 0 and its link (bytes {following.address}) to $FF, then go on to the slot that was linked. A number of {length} or more ends the chain. {freed.address} counts the slots freed (one that comes again counts again; its link is $FF then).",
        f"n = 0, s = byte[{start.address}]; while s < {length}: t = nx[s], nx[s] = $FF, k[s] = 0, ++n, s = t. nx {following.address}, k {kinds.address}, n {freed.address}.",
        f"How do I remove a centipede with all its segments? Its head's slot is in {start.address}. {following.address} + slot says which slot comes behind ({length} and above: none), {kinds.address} + slot its kind. Every segment gets kind 0 and link $FF. Number of steps to {freed.address}. There are {length} slots; should the chain bite its tail, the link cleared before ends it.",
        f"delete linked slots starting at [{start.address}]: remember the link, link {following.address} -> $FF, kind {kinds.address} -> 0, follow the old link until >= {length}. visits -> {freed.address}.",
    )


def spawn_from_template(draw: Drawer) -> Made:
    kinds, health = draw.slots(8, 8)
    timers = draw.array(8, kinds.length)
    kind, slot = draw.variable(8, below=4), draw.variable(8)
    lives = Table("StartHealthTable", "health", tuple(draw.rng.randrange(1, 60) for _ in range(4)))
    delays = Table("StartDelayTable", "delay", tuple(draw.rng.randrange(10, 200) for _ in range(4)))
    program = (
        put(slot, Position(kinds, Bits(Read(Here(kinds)), 0x80, "any"), 0xFF, draw.maybe(0.5))),
        when(
            check(slot, "!=", 0xFF),
            put(at(kinds, slot), kind),
            put(at(health, slot), at(lives, kind)),
            put(at(timers, slot), at(delays, kind)),
        ),
    )
    which = "last" if program[0].value.last else "first"  # type: ignore[union-attr]
    order = "highest" if which == "last" else "lowest"
    return program, (
        f"Spawn kind {kind.address} (0 to 3) in the {which} free slot of {kinds.length} (a slot is free if bit 7 of its kind byte is set): kind to {kinds.address} + slot, health {listed(lives)} by kind to {health.address} + slot, first delay {listed(delays)} by kind to {timers.address} + slot. Slot to {slot.address}, $FF if none is free.",
        f"s = {which} i with k[i] & $80 (none: $FF); k[s] = c, h[s] = ({listed(lives)})[c], t[s] = ({listed(delays)})[c]. k {kinds.address}, h {health.address}, t {timers.address}, {kinds.length} bytes each; c {kind.address} < 4; s {slot.address}.",
        f"How do I initialise a new enemy from tables? Enemy type {kind.address}, always 0-3. Look for the {order} slot whose type at {kinds.address} + i is negative ({kinds.length} slots). Enter the type, its health ({', '.join(map(str, lives.values))}) at {health.address} + i and its wait before the first attack ({', '.join(map(str, delays.values))} frames) at {timers.address} + i. {slot.address}: the slot, or $FF with nothing changed.",
        f"create object [{kind.address}] <4 in {order} slot with negative type ({where(kinds)}); hp table {listed(lives)} -> {health.address}+i; timer table {listed(delays)} -> {timers.address}+i; i or $FF -> {slot.address}.",
    )


def wakes_and_sleeps_apart(draw: Drawer) -> Made:
    places, awake = draw.slots(16, 8)
    camera = draw.variable(16)
    near, far = draw.one((160, 224), (192, 256), (200, 300), (256, 384))
    gap = Algorithms(draw).own("gap", 16)
    program = (
        Each(
            (places, awake),
            (
                put(gap, Binary("distance", Read(Here(places)), Read(camera))),
                If(
                    check(gap, "<", near),
                    (put(Here(awake), 1),),
                    (when(check(gap, ">=", far), put(Here(awake), 0)),),
                ),
            ),
        ),
    )
    return program, (
        f"Activate sprites near the camera with hysteresis: nearer than {near} to {camera.address} (x words from {places.address}) sets a sprite's awake byte (from {awake.address}) to 1, {far} or more sets it to 0, in between it stays. {places.length} sprites.",
        f"d = |x[i] - c|: d < {near} -> a[i] = 1; d >= {far} -> a[i] = 0. x {where(places)}, a bytes {awake.address}, c word {camera.address}, unsigned.",
        f"How do I put enemies to sleep far off screen without flicker at the border? {places.length} x words at {places.address}, active flags at {awake.address}, screen middle x {camera.address} (word). They wake up (1) within {near - 1} pixels and fall asleep (0) at {far} pixels and beyond. Anything between doesn't change.",
        f"two-radius activation: wake < {near}, sleep >= {far} from word {camera.address}; x {places.address} (words), flags {awake.address} 1/0, {places.length} objects.",
    )


def group_is_wiped_out(draw: Drawer) -> Made:
    groups, health = draw.slots(8, 8)
    group, left, opened = draw.variable(8), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    members = own("members")
    program = (
        put(left, 0),
        put(members, 0),
        Each(
            (groups, health),
            (
                when(
                    check(Here(groups), "==", group),
                    more(members),
                    when(check(Here(health), "!=", 0), more(left)),
                ),
            ),
        ),
        when(Both(check(members, "!=", 0), check(left, "==", 0)), put(opened, 1)),
    )
    return program, (
        f"Enemies belong to groups (byte per slot from {groups.address}, {groups.length} slots; health bytes from {health.address}). Store how many of group {group.address} still have health at {left.address}, and if the group has members but none of them lives, set {opened.address} to 1 (otherwise leave it).",
        f"n = #(g == w and h), m = #(g == w); byte[{left.address}] = n; if m and !n: byte[{opened.address}] = 1. g {groups.address}, h {health.address}, {groups.length} bytes each, w = byte[{group.address}].",
        f"How do I open a gate when the last guard of its squad falls? Gate squad {group.address}. Soldier i: squad {groups.address} + i, health {health.address} + i (0 dead), i < {groups.length}. I need the survivors of that squad in {left.address}; are there none although the squad exists in the list, then {opened.address} = 1.",
        f"count living of group [{group.address}] -> {left.address}; all dead (and at least one listed) -> {opened.address} = 1, else keep. ids {groups.address}, hp {health.address}, {groups.length} slots.",
    )


def next_slot_in_turn(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    kinds = draw.array(8, length)
    last, kind, result = draw.variable(8, below=length), draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    left, place = own("left"), own("place")
    program = (
        put(result, 0xFF),
        put(place, last),
        put(left, length),
        While(
            check(left, "!=", 0),
            (
                put(place, masked(plus(place, 1), length - 1)),
                when(
                    check(at(kinds, place), "==", 0),
                    put(at(kinds, place), kind),
                    put(last, place),
                    put(result, place),
                    Stop(),
                ),
                less(left),
            ),
        ),
    )
    return program, (
        f"Allocate slots in turn: start behind the slot used last ({last.address}, below {length}), go around all {length} and end with that slot itself. The first whose kind byte (from {kinds.address}) is 0 gets kind [{kind.address}]; it becomes the last used and is stored at {result.address}. If all are taken, {result.address} = $FF and nothing else changes.",
        f"for j in 1..{length}: i = (last + j) & {length - 1}; if k[i] == 0: k[i] = kind, last = i, r = i, done. else r = $FF. k {kinds.address}, last {last.address}, kind {kind.address}, r {result.address}.",
        f"How do I avoid reusing a slot right after it was freed? Next-fit: {length} type bytes at {kinds.address}, 0 free; rover {last.address} (0-{length - 1}) remembers where the last object went. Search from rover + 1, cyclically, up to the rover itself. Success: write type {kind.address}, move the rover there, slot number to {result.address}. No success: {result.address} = $FF.",
        f"round-robin alloc in {where(kinds)} (0 = free), rover [{last.address}]; new type [{kind.address}]; slot/$FF -> {result.address}; rover only moves on success.",
    )


def pool_high_water(draw: Drawer) -> Made:
    kinds = draw.array(8)
    used, peak, full = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(used, Count(kinds, check(Here(kinds), "!=", 0))),
        when(check(used, ">", peak), put(peak, used)),
        when(check(used, "==", kinds.length), more_up_to(full, 0xFF)),
    )
    return program, (
        f"Statistics of a slot pool: the number of nonzero bytes among the {where(kinds)} goes to {used.address}; {peak.address} keeps the highest number so far; if all {kinds.length} are in use, count that in {full.address}, up to 255.",
        f"u = #(k != 0); p = max(p, u); if u == {kinds.length}: f = min(f + 1, 255). k {where(kinds)}; u {used.address}, p {peak.address}, f {full.address}.",
        f"How many sprite slots do I really need? Count the used ones (nonzero) of the {kinds.length} at {kinds.address} into {used.address}, raise the high-water mark {peak.address} to it if it is greater, and whenever the pool is exhausted add one to {full.address}, which stops at 255.",
        f"pool meter: used {used.address}, max used {peak.address}, times full {full.address} (saturates); slots {kinds.address} x{kinds.length}, 0 = free.",
    )


def replaces_lesser_effect(draw: Drawer) -> Made:
    kinds, ranks = draw.slots(8, 8)
    kind, rank, done = draw.variable(8), draw.variable(8), draw.variable(8)
    slot = Algorithms(draw).own("slot")
    program = (
        put(slot, Extreme("min", ranks, index=True)),
        put(done, 0),
        when(
            check(at(ranks, slot), "<", rank),
            put(at(kinds, slot), kind),
            put(at(ranks, slot), rank),
            put(done, 1),
        ),
    )
    return program, (
        f"A new effect of kind {kind.address} and priority {rank.address} takes the slot with the lowest priority (bytes {ranks.address}, {ranks.length} slots, first of equals) if its own is higher: kind to {kinds.address} + slot, priority to {ranks.address} + slot, {done.address} = 1. Else only {done.address} = 0.",
        f"s = first argmin pr; if pr[s] < p: k[s] = c, pr[s] = p, ok = 1 else ok = 0. pr {ranks.address}, k {kinds.address} ({ranks.length} bytes), p {rank.address}, c {kind.address}, ok {done.address}.",
        f"How do I let an important explosion push out an unimportant one? {ranks.length} effect slots: importance at {ranks.address} + i (0 for empty), picture at {kinds.address} + i. The least important slot, the lowest number of several, is overwritten with {kind.address}/{rank.address} only when the newcomer is more important; {done.address} says if it was (1/0).",
        f"insert effect ({kind.address} kind, {rank.address} prio) over min-priority slot if strictly higher; kinds {kinds.address}, prios {ranks.address}, n={ranks.length}; success {done.address} 1/0.",
    )


def from_both_ends(draw: Drawer) -> Made:
    kinds = draw.array(8)
    sort, kind, slot = draw.variable(8), draw.variable(8), draw.variable(8)
    bit = 1 << draw.rng.randrange(8)
    free = check(Here(kinds), "==", 0)
    program = (
        If(
            Bits(Read(sort), bit, "any"),
            (put(slot, Position(kinds, free, 0xFF, last=True)),),
            (put(slot, Position(kinds, free, 0xFF)),),
        ),
        when(check(slot, "!=", 0xFF), put(at(kinds, slot), kind)),
    )
    return program, (
        f"Objects take slots from the bottom, effects from the top: if ${bit:02X} is set in {sort.address} it is an effect and gets the last slot with kind 0 of the {where(kinds)}, otherwise the first one. Write kind [{kind.address}] there; slot to {slot.address} ($FF: none free).",
        f"s = p & ${bit:02X} ? last : first i with k[i] == 0 (none: $FF); if s != $FF: k[s] = c. p {sort.address}, c {kind.address}, s {slot.address}, k {where(kinds)}.",
        f"How do I let enemies and dust clouds share {kinds.length} slots with enemies in front? Property byte {sort.address}: ${bit:02X} marks dust. Dust searches downwards from slot {kinds.length - 1}, the rest upwards from 0, for a 0 in the list at {kinds.address}; the found byte becomes {kind.address}'s value and {slot.address} the index, or $FF if the list is full.",
        f"two-ended alloc on {kinds.address} ({kinds.length} bytes, 0 free), flag ${bit:02X} of [{sort.address}]: set = from the end. type [{kind.address}], index/$FF -> {slot.address}.",
    )


def apply_hurt_events(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    health = draw.array(8, length)
    targets, amounts = draw.array(8, 4), draw.array(8, 4)
    killed = draw.variable(8)
    own = Algorithms(draw).own
    target, rest = own("target"), own("rest")
    program = (
        put(killed, 0),
        Each(
            (targets, amounts),
            (
                put(target, Here(targets)),
                when(
                    check(target, "<", length),
                    put(rest, at(health, masked(target, length - 1))),
                    when(
                        check(rest, "!=", 0),
                        put(rest, Saturating("subtract", Read(rest), Read(Here(amounts)), 0)),
                        put(at(health, masked(target, length - 1)), rest),
                        when(check(rest, "==", 0), more(killed)),
                    ),
                    put(Here(targets), 0xFF),
                ),
            ),
        ),
    )
    return program, (
        f"Apply the hits of this frame: 4 events, target bytes from {targets.address}, damage bytes from {amounts.address}. A target below {length} is a slot: its health ({length} bytes from {health.address}) loses the damage, not below 0, unless it is 0 already; those that reach 0 now are counted in {killed.address}. Used events get target $FF; others are skipped.",
        f"n = 0; for e < 4: if t[e] < {length}: if h[t[e]]: h = max(h - d[e], 0), n += h == 0; t[e] = $FF. t {targets.address}, d {amounts.address}, h {health.address} [{length}], n {killed.address}.",
        f"How do I process a small damage queue? Four entries: victim {targets.address} + e ({length} and above: unused entry), points {amounts.address} + e. In order, take the points from the victim's health at {health.address} + victim, floor 0; dead victims (0) stay dead and don't count again. Every used entry is emptied with $FF. Kills to {killed.address}.",
        f"drain hit list (4x target {targets.address}, dmg {amounts.address}) into hp {health.address} ({length} slots), floor 0, deaths this call -> {killed.address}, entry target -> $FF.",
    )


def kill_the_youngest(draw: Drawer) -> Made:
    kinds, births = draw.slots(8, 8)
    kind, slot = draw.variable(8), draw.variable(8)
    newest = Algorithms(draw).own("newest")
    program = (
        put(slot, 0xFF),
        put(newest, 0),
        Each(
            (kinds, births),
            (
                when(
                    Both(check(Here(kinds), "==", kind), check(Here(births), ">=", newest)),
                    put(newest, Here(births)),
                    put(slot, Index()),
                ),
            ),
        ),
        when(check(slot, "!=", 0xFF), put(at(kinds, slot), 0)),
    )
    return program, (
        f"Take back the object of kind {kind.address} that was placed last: of {kinds.length} slots (kinds {kinds.address}, serial numbers {births.address}, bytes) the one of that kind with the greatest serial number (last slot of equals) becomes 0. Slot to {slot.address}, $FF if there is no such object.",
        f"s = argmax b[i] over k[i] == c (ties: higher i), none: $FF; k[s] = 0. k {kinds.address}, b {births.address}, {kinds.length} bytes; c {kind.address}; s {slot.address}.",
        f"How do I undo the newest block the player has put down? Placed things: type {kinds.address} + i, order number {births.address} + i (unsigned, later is greater), i below {kinds.length}. Remove (0) the latest one of type {kind.address}; of equally late ones that with the highest index. {slot.address} gets its index or $FF.",
        f"undo last placed [{kind.address}]: max serial {births.address} among matching types {kinds.address} (n={kinds.length}, >= so later index wins) -> type 0, index -> {slot.address} / $FF.",
    )


RECIPES = (
    evict_the_farthest,
    handle_still_valid,
    dense_remove,
    slot_range_by_class,
    children_attached,
    class_within_limit,
    partners_rewired,
    free_whole_chain,
    spawn_from_template,
    wakes_and_sleeps_apart,
    group_is_wiped_out,
    next_slot_in_turn,
    pool_high_water,
    replaces_lesser_effect,
    from_both_ends,
    apply_hurt_events,
    kill_the_youngest,
)
