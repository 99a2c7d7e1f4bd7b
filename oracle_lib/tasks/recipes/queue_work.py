"""Queues, stacks, orders and priorities: what waits, what is due, what is dropped, merged, cancelled or aged."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Both,
    Each,
    Here,
    If,
    Index,
    Position,
    Read,
    Report,
    Saturating,
    Shifted,
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
    joined,
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

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def push_front_of_ring(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    ring = draw.array(draw.one(8, 8, 16), length)
    head, count = draw.variable(8, below=length), draw.variable(8, below=length + 1)
    urgent = draw.variable(ring.width)
    program = (
        when(check(count, "==", length), Stop()),
        put(head, masked(minus(head, 1), length - 1)),
        put(at(ring, head), urgent),
        more(count),
    )
    return program, (
        f"Put the {size(urgent)} at {urgent.address} at the front of a queue that lies in a ring, the {where(ring)}: the front's index byte[{head.address}] (below {length}) goes back by one, from 0 to {length - 1}, the value is written there, and the count byte[{count.address}] (0 to {length}) goes up. A full ring stays unchanged.",
        f"push_front: if n < {length}: h = (h - 1) & {length - 1}, r[h] = v, ++n. r {where(ring)}; h {head.address}; n {count.address}; v {size(urgent)} {urgent.address}.",
        f"How do I let an urgent event jump the queue? Ring of {length} {size(ring)}s at {ring.address}, next one to be served at index {head.address}, number waiting {count.address} (at most {length}). New event {urgent.address} becomes the next; no room: ignore it.",
        f"Messages wait in {length} slots ({size(ring)} each, {ring.address}), the oldest at slot {head.address}, {count.address} of them. An alarm, {urgent.address}, must be shown before all others: one slot before the oldest, cyclically. With all {length} slots taken it is lost.",
    )


def cancel_for_owner(draw: Drawer) -> Made:
    owners, timers = draw.slots(8, 8)
    owner, count = draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        Each(
            (owners, timers),
            (
                when(
                    Both(check(Here(owners), "==", owner), check(Here(timers), "!=", 0)),
                    put(Here(timers), 0),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"Cancel all running orders of owner byte[{owner.address}]: there are {owners.length} orders, each with an owner (bytes from {owners.address}) and a timer (bytes from {timers.address}, 0 = not running). Set the timers of his running ones to 0 and store how many these were at {count.address}.",
        f"n = 0; for i < {owners.length}: if o[i] == [{owner.address}] and t[i]: t[i] = 0, ++n. o {owners.address}, t {timers.address}, n -> {count.address}.",
        f"How do I stop everything one sprite has started? Jobs 0-{owners.length - 1}: starter byte at {owners.address} + j, time left at {timers.address} + j (0: idle). Starter {owner.address}; stop = time 0; number of jobs stopped (idle ones don't count) to {count.address}.",
        f"Sprite {owner.address} has died, and its bombs shall not go off any more. {owners.length} fuses tick at {timers.address}, who lit them stands at {owners.address}, byte for byte. Put out his fuses that still burn and count them in {count.address}.",
    )


def oldest_request_first(draw: Drawer) -> Made:
    waits = draw.array(draw.one(8, 8, 16), draw.one(4, 5, 6, 8))
    served = draw.variable(8)
    own = Algorithms(draw).own
    longest = own("longest", waits.width)
    top = (1 << waits.width) - 1
    program = (
        put(served, 0xFF),
        put(longest, 0),
        Each(
            (waits,),
            (when(check(Here(waits), ">", longest), put(longest, Here(waits)), put(served, Index())),),
        ),
        Each(
            (waits,),
            (when(Both(check(Here(waits), "!=", 0), check(Here(waits), "!=", top)), more(Here(waits))),),
        ),
        when(check(served, "!=", 0xFF), put(at(waits, served), 0)),
    )
    return program, (
        f"Serve who has waited longest: the {where(waits)} are waiting times, 0 means nobody waits. Store the index of the greatest one at {served.address} (first of equals; $FF if all are 0). Then raise all times but 0 and ${top:X} by one, and set the served one's to 0.",
        f"s = first argmax w (w > 0), else $FF; every w not 0 and not ${top:X}: ++w; w[s] = 0 if any; byte[{served.address}] = s. w: {where(waits)}, unsigned.",
        f"How do I schedule without letting anyone starve? Ages {where(waits)} (0 = idle). Pick the oldest -> {served.address} (lowest index on a tie, none $FF). All others that wait get one older, up to ${top:X}; the picked one's age becomes 0.",
        f"{waits.length} villagers may ask the sage something; how many turns each has waited is in the {size(waits)}s from {waits.address} (0: has no question). The one who waited longest has his turn: number to {served.address}, his time to 0. The others who wait, wait one more turn (the counters end at ${top:X}). Of equals the one with the lower number; $FF if there is no question.",
    )


def enqueue_once(draw: Drawer) -> Made:
    queue, request = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    count = draw.variable(8, below=queue.length + 1)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            check(place, "<", count),
            (when(check(at(queue, place), "==", request), Stop()), more(place)),
        ),
        when(
            Both(check(place, "==", count), check(count, "<", queue.length)),
            put(at(queue, place), request),
            more(count),
        ),
    )
    return program, (
        f"Add the request byte[{request.address}] to the list at {queue.address}, which has room for {queue.length} and holds byte[{count.address}] at present, unless it is already among these; a full list takes nothing.",
        f"if x not in q[:n] and n < {queue.length}: q[n++] = x. q {queue.address}, n {count.address} (<= {queue.length}), x {request.address}.",
        f"How do I queue an update only once? Pending list {queue.address} ({queue.length} bytes), used length {count.address} (never more), item {request.address}. Duplicate or no room: nothing happens.",
        f"Rooms to redraw are collected at {queue.address}, {count.address} so far, {queue.length} at most. Room {request.address} has changed as well: write it behind the others, but do not note a room that is noted already, nor more than fit.",
        f"Set-like append: [{request.address}] -> {queue.address}[0..{queue.length - 1}], length [{count.address}] (0-{queue.length}).",
    )


def delta_list_tick(draw: Drawer) -> Made:
    delays, events = draw.slots(8, 8)
    due, none = draw.variable(8), draw.one(0, 0xFF)
    place = Algorithms(draw).own("place")
    last = delays.length - 1
    program = (
        when(check(at(delays, 0), "!=", 0), less(at(delays, 0)), put(due, none), Stop()),
        put(due, at(events, 0)),
        put(place, 0),
        While(
            check(place, "!=", last),
            (
                put(at(delays, place), at(delays, plus(place, 1))),
                put(at(events, place), at(events, plus(place, 1))),
                more(place),
            ),
        ),
        put(at(delays, last), 0xFF),
        put(at(events, last), none),
    )
    return program, (
        f"Run a delta list of {delays.length} events: byte i of {delays.address} is the delay after event i - 1, byte i of {events.address} the event. If the first delay isn't 0, lower it by one and store {none} at {due.address}. If it is 0, the first event is due: store it at {due.address}, move both lists up by one, and fill the last places with delay $FF and event {none}.",
        f"d[0] ? (--d[0], r = {none}) : (r = e[0], d and e shift down by 1, d[{last}] = $FF, e[{last}] = {none}); d {delays.address}, e {events.address}, r {due.address}.",
        f"How do I fire timed events that are stored as waits between them? Waits {delays.address}, events {events.address}, {delays.length} bytes each, next one first. Wait over (0): event to {due.address}, drop the entry ($FF/{none} come in behind). Not over: count it down, {none} to {due.address}.",
        f"My cut scene has a plan of {delays.length} steps: step s happens {delays.address} + s frames after the one before it and is number {events.address} + s. Call this once a frame. It gives the step that begins now in {due.address} or {none} for none; a step that begins is struck from the plan, whose end is padded with (frames $FF, number {none}).",
    )


def plan_within_budget(draw: Drawer) -> Made:
    costs = draw.array(8, draw.one(5, 6, 8))
    budget, chosen, spent = draw.variable(16), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    after, bit = own("after", 16), own("bit")
    program = (
        put(chosen, 0),
        put(spent, 0),
        put(bit, 1),
        Each(
            (costs,),
            (
                put(after, plus(spent, Widened(Read(Here(costs))))),
                when(check(after, "<=", budget), put(spent, after), put(chosen, joined(chosen, bit))),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Choose jobs greedily: go through the costs, {where(costs)}, and take each job whose cost still fits, together with those already taken, into the word at {budget.address}; skip the others. Bit i of {chosen.address} is set for a job taken (other bits 0), the total cost goes as a word to {spent.address}.",
        f"s = 0; for i < {costs.length}: if s + c[i] <= b: s += c[i], m |= 1 << i. c {costs.address}, b word {budget.address}, m byte {chosen.address} (from 0), s word {spent.address}.",
        f"How do I fill a vblank budget first come, first served, without stopping at the first that is too big? Costs {costs.length} bytes {costs.address}; limit word {budget.address}; mask of accepted ones {chosen.address}; used amount word {spent.address}.",
        f"The hero carries up to {budget.address} (word) pounds. {costs.length} things weigh what the bytes from {costs.address} say, and in this order he picks up whatever he can still carry. Which ones (thing i = bit i of {chosen.address}) and how heavy are they together ({spent.address}, 16 bits)?",
    )


def ready_by_dependencies(draw: Drawer) -> Made:
    needs, first = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    done, ready = draw.variable(8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    program = (
        put(ready, 0),
        put(first, 0xFF),
        put(bit, 1),
        Each(
            (needs,),
            (
                when(
                    Both(
                        check(masked(done, bit), "==", 0),
                        check(masked(Here(needs), Unary("not", Read(done))), "==", 0),
                    ),
                    put(ready, joined(ready, bit)),
                    when(check(first, "==", 0xFF), put(first, Index())),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )
    return program, (
        f"Which of {needs.length} tasks can be started? The bits of byte i at {needs.address} are the tasks that task i needs done, the bits of {done.address} those that are done. A task is ready if it isn't done and all it needs is. Store the ready ones as bits at {ready.address} (other bits 0) and the lowest number among them at {first.address}, $FF if there is none.",
        f"r = {{i: !(done >> i & 1) && !(need[i] & ~done)}}, i < {needs.length}; mask -> {ready.address}, min r or $FF -> {first.address}; need {needs.address}, done {done.address}.",
        f"How do I resolve quest prerequisites? Per quest a byte of required quests from {needs.address} ({needs.length} quests), finished ones in {done.address}. Open quests (requirements met, not finished): mask to {ready.address}, first one's number to {first.address} ($FF: none).",
        f"A skill tree with {needs.length} skills: {needs.address} + s holds the bits of the skills that s is built on, {done.address} what the hero has learnt. Light up (bit s of {ready.address}) each skill he could learn now, and put the cursor {first.address} on the first of these, $FF if there are none.",
    )


def age_and_expire(draw: Drawer) -> Made:
    ages, kinds = draw.records(8, 8) if draw.maybe(0.5) else draw.slots(8, 8)
    limit = draw.rng.randrange(20, 200)
    alive, expired = draw.variable(8), draw.variable(8)
    program = (
        put(alive, 0),
        put(expired, 0),
        Each(
            (ages, kinds),
            (
                when(
                    check(Here(kinds), "!=", 0),
                    If(
                        check(Here(ages), ">=", limit),
                        (put(Here(kinds), 0), more(expired)),
                        (more(Here(ages)), more(alive)),
                    ),
                ),
            ),
        ),
    )
    apart = f", {ages.step} bytes from one to the next" if ages.stride else ""
    return program, (
        f"Age {ages.length} entries{apart}: kind bytes from {kinds.address} (0 = unused, ignored), age bytes from {ages.address}. An entry whose age is {limit} or more is freed (kind 0, the age stays); any other used one gets 1 older. Count those that remain in {alive.address} and those freed in {expired.address}.",
        f"for i < {ages.length} with k[i]: a[i] >= {limit} ? (k[i] = 0, ++e) : (++a[i], ++n). k {kinds.address}, a {ages.address}{apart}; n {alive.address}, e {expired.address} from 0.",
        f"How do I expire old entries of a cache? {ages.length} entries{apart}; kind {kinds.address} (0: free), age {ages.address}, freed at {limit} (unsigned), else age + 1. Survivors -> {alive.address}, expired -> {expired.address}.",
        f"Footprints fade: each of {ages.length} prints{apart} has a picture ({kinds.address}; 0: no print) and an age ({ages.address}). A print aged {limit} or above disappears (picture 0), all others grow older by one. How many are left ({alive.address}), how many went ({expired.address})?",
    )


def insert_by_priority(draw: Drawer) -> Made:
    queue = draw.array(8, draw.one(4, 5, 6, 8))
    count, new = draw.variable(8, below=queue.length), draw.variable(8)
    place = Algorithms(draw).own("place")
    bits = draw.one(2, 3, 4)
    mask = 0x100 - (1 << (8 - bits))
    program = (
        put(place, count),
        While(
            check(place, "!=", 0),
            (
                when(check(masked(at(queue, minus(place, 1)), mask), ">=", masked(new, mask)), Stop()),
                put(at(queue, place), at(queue, minus(place, 1))),
                less(place),
            ),
        ),
        put(at(queue, place), new),
        more(count),
    )
    return program, (
        f"A queue of byte[{count.address}] orders (below {queue.length}) at {queue.address} is kept by priority, the top {bits} bits of an order, highest first. Insert the order byte[{new.address}] behind all of at least its priority: from the back, move lower ones one place back, stop at the first that isn't lower. Raise the count.",
        f"i = n; while i and (q[i-1] & ${mask:02X}) < (x & ${mask:02X}): q[i] = q[i-1], --i; q[i] = x; ++n. q {queue.address} ({queue.length} bytes), n {count.address} < {queue.length}, x {new.address}.",
        f"How do I enqueue with priorities, first come first served among equals? Queue {queue.address}, length {count.address} (there is room: below {queue.length}), entry {new.address}; priority = entry & ${mask:02X}, larger is sooner; search the place from the end.",
        f"Patients in the healer's {queue.length} chairs ({queue.address}), {count.address} at the moment and not all chairs taken: the upper {bits} bits say how bad it is. The newcomer {new.address} sits down behind the last one who is not better off than he, looking from the back row; those who are better off move a chair back.",
    )


def trend_in_ring(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    ring, head = draw.array(8, length), draw.variable(8, below=length)
    older, change = draw.variable(8, below=length), draw.variable(8)
    last = Algorithms(draw).own("newest")
    program = (
        put(last, masked(minus(head, 1), length - 1)),
        put(change, minus(at(ring, last), at(ring, masked(minus(last, older), length - 1)))),
        Report(check(change, "<", 0, signed=True)),
    )
    return program, (
        f"A ring of the last {length} values, {where(ring)}, is written at index byte[{head.address}] next (below {length}). Store by how much the newest value has changed since the one that is byte[{older.address}] places older (below {length}), newest minus older, as a signed byte at {change.address}; carry set if that is negative.",
        f"j = (h - 1) & {length - 1}; byte[{change.address}] = r[j] - r[(j - k) & {length - 1}]; carry = result < 0 (bit 7). r {ring.address}, h {head.address}, k {older.address}, both < {length}.",
        f"How do I compare the present with k frames ago? History ring {ring.address}, {length} bytes, next write at {head.address}; k in {older.address} (0 to {length - 1}). Difference (8 bits, wrapping) to {change.address}, its sign in the carry (set = minus).",
        f"The barometer noted its last {length} readings in a circle at {ring.address}; the next goes to place {head.address}. Trend since {older.address} readings ago (less than {length}): latest reading minus that one to {change.address}, two's complement, and the carry set if its top bit is.",
    )


def periodic_jobs(draw: Drawer) -> Made:
    left, periods = draw.slots(8, 8)
    fired, count = draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        put(fired, 0xFF),
        Each(
            (left, periods),
            (
                when(
                    check(Here(periods), "!=", 0),
                    If(
                        check(Here(left), "<=", 1),
                        (put(Here(left), Here(periods)), put(fired, Index()), more(count)),
                        (less(Here(left)),),
                    ),
                ),
            ),
        ),
    )
    return program, (
        f"Step {left.length} periodic jobs: time left (bytes from {left.address}) and period (bytes from {periods.address}, 0 = switched off, then nothing happens). A job with 1 or 0 left fires and gets its period as time left again; any other loses 1. Store how many fired at {count.address} and the number of the last one (highest index) at {fired.address}, $FF if none did.",
        f"for i < {left.length}, p[i] != 0: t[i] <= 1 ? (t[i] = p[i], f = i, ++n) : --t[i]. t {left.address}, p {periods.address}, f -> {fired.address} (start $FF), n -> {count.address} (start 0).",
        f"How do I run several repeating timers with own periods? Countdown {left.address}, reload {periods.address}, {left.length} bytes each; reload 0 disables. Firing at <= 1. Number fired -> {count.address}; highest firing index -> {fired.address} or $FF.",
        f"{left.length} cuckoo clocks: {left.address} + c minutes until clock c calls, then every {periods.address} + c minutes (0: the clock is broken and stands still). One minute passes: clocks with at most one minute left call and start over. How many called ({count.address}), and which was the last in the row to do so ({fired.address}, $FF for none)?",
    )


def swap_turn_if_faster(draw: Drawer) -> Made:
    speeds = draw.array(8, draw.one(4, 5, 6, 8))
    order = draw.array(8, draw.one(3, 4, 5))
    own = Algorithms(draw).own
    place, one, two = own("place"), own("one"), own("two")
    mask = 3 if speeds.length < 8 else 7
    program = (
        put(place, 0),
        While(
            check(place, "<", order.length - 1),
            (
                put(one, masked(at(order, place), mask)),
                put(two, masked(at(order, plus(place, 1)), mask)),
                when(
                    check(at(speeds, two), ">", at(speeds, one)),
                    Swap(at(order, place), at(order, plus(place, 1))),
                ),
                more(place),
            ),
        ),
    )
    return program, (
        f"One sorting pass over a turn order: the {where(order)} name fighters (number & {mask}), whose speeds are bytes from {speeds.address}. From the front to the back, exchange neighbours whenever the latter is faster (unsigned).",
        f"for i < {order.length - 1}: if v[o[i + 1] & {mask}] > v[o[i] & {mask}]: swap(o[i], o[i + 1]). o {order.address}, v {speeds.address}.",
        f"How do I bubble an index list once by looked-up keys? Indices {where(order)} (& {mask}), keys {speeds.address} + index; larger keys go forward; single pass, ascending i.",
        f"Overtaking: cars in their present order are listed at {order.address} ({order.length} bytes, car = byte & {mask}), car c does {speeds.address} + c miles. Starting with the leader, compare each car with the one right behind it; a faster one behind passes (the bytes trade places, and the slower is then compared with the next). One lap only.",
    )


def merge_same_requests(draw: Drawer) -> Made:
    keys, amounts = draw.slots(8, 8)
    key, amount = draw.variable(8), draw.variable(8)
    place, done = Algorithms(draw).own("place"), draw.variable(8)
    program = (
        put(done, 0),
        when(check(key, "==", 0), Stop()),
        put(place, Position(keys, check(Here(keys), "==", key), 0xFF)),
        when(
            check(place, "==", 0xFF),
            put(place, Position(keys, check(Here(keys), "==", 0), 0xFF)),
            when(check(place, "==", 0xFF), Stop()),
            put(at(keys, place), key),
            put(at(amounts, place), 0),
        ),
        put(at(amounts, place), Saturating("add", Read(at(amounts, place)), Read(amount), 255)),
        put(done, 1),
    )
    return program, (
        f"Book byte[{amount.address}] for key byte[{key.address}] in a list of {keys.length} entries (key bytes from {keys.address}, 0 = free; amount bytes from {amounts.address}). If the key is there, its (first) entry's amount grows; otherwise it takes the first free entry with amount 0 before. Amounts stop at 255. {done.address} becomes 1, or 0 if there was neither the key nor room. Key 0 is never booked (0 as well).",
        f"ok = 0; k == 0: return. i = find(k) or find(0) (then key[i] = k, v[i] = 0) or return; v[i] = min(v[i] + x, 255); ok = 1. keys {keys.address}, v {amounts.address}, {keys.length} each; k {key.address}, x {amount.address}, ok {done.address}.",
        f"How do I merge orders for the same thing? Things {keys.address}, quantities {amounts.address}, {keys.length} entries, thing 0 = unused. Thing {key.address}, quantity {amount.address}: add to the existing entry, or open one in the first unused place. Cap 255; result flag {done.address} (1 booked, 0 list full or thing 0, which changes nothing).",
        f"Shopping list: {keys.length} lines of item ({keys.address}) and number ({amounts.address}); item 0 is an empty line. Add {amount.address} pieces of item {key.address}: to its line if it has one (the uppermost), else on the uppermost empty line. No number above 255. {done.address} := 1 if it could be written down, 0 if not; item 0 is not a thing and is not written down.",
    )


RECIPES = (
    push_front_of_ring,
    cancel_for_owner,
    oldest_request_first,
    enqueue_once,
    delta_list_tick,
    plan_within_budget,
    ready_by_dependencies,
    age_and_expire,
    insert_by_priority,
    trend_in_ring,
    periodic_jobs,
    swap_turn_if_faster,
    merge_same_requests,
)
