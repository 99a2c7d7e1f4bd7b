"""The engine behind a game: frame parity, queues and rings, free lists, task slots, budgets, handshakes, buffers."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Extreme,
    Half,
    Here,
    If,
    Index,
    Number,
    Read,
    Repeat,
    Scaled,
    Set,
    Shifted,
    Stop,
    Swap,
    Switch,
    Variable,
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
    toggled,
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _ring(draw: Drawer, width: Literal[8, 16] = 8) -> tuple[Array, Variable]:
    length = draw.one(4, 8, 8, 16, 16, 32)
    return draw.array(width, length), draw.variable(8, below=length)


def every_other_frame(draw: Drawer) -> Made:
    frames, target = draw.variable(8), draw.variable(draw.one(8, 16))
    bits, step = draw.one(1, 1, 2, 3, 4), draw.rng.randrange(1, 10)
    mask, down = (1 << bits) - 1, draw.maybe(0.4)
    body = less(target, step) if down else more(target, step)
    verb, sign = ("subtract", "-=") if down else ("add", "+=")
    often = {1: "every other frame", 2: "every fourth frame", 3: "every 8th frame", 4: "every 16th frame"}[bits]
    return (when(Bits(Read(frames), mask, "none"), body),), (
        f"Write a routine that acts {often}: if the low {bits} bit{'s' * (bits > 1)} of the frame counter {frames.address} are 0, {verb} {step} {'from' if down else 'to'} the {size(target)} {target.address} (wrapping).",
        f"How do I run something only {often}? Counter byte {frames.address}, act when counter & ${mask:02X} is zero; the action is {size(target)}[{target.address}] {sign} {step}.",
        f"if (byte[{frames.address}] & ${mask:02X}) == 0: {size(target)}[{target.address}] {sign} {step}.",
        f"To save time I do half of my work less often. {frames.address} counts frames; when its lower {bits} bit{'s are all' if bits > 1 else ' is'} clear, {size(target)} {target.address} goes {'down' if down else 'up'} by {step}, modulo {1 << target.width}.",
    )


def slots_by_parity(draw: Drawer) -> Made:
    frames, timers = draw.variable(8), draw.array(8, draw.one(8, 10, 12, 16))
    phase = Algorithms(draw).own("phase")
    same = check(masked(plus(Index(), phase), 1), "==", 0)
    step = when(Both(same, check(Here(timers), "!=", 0)), less(Here(timers)))
    return (put(phase, frames), Each((timers,), (step,))), (
        f"Write a routine that serves half of the slots per frame: of the {where(timers)}, those whose number (from 0) has the same lowest bit as the frame counter {frames.address} are lowered by 1, unless they are 0.",
        f"How do I alternate odd and even slots? {where(timers)}; in an even frame (byte {frames.address}) slots 0, 2, 4 ..., in an odd one 1, 3, 5 ...; each of these counts down by one, not below 0.",
        f"for i < {timers.length}: if ((i + byte[{frames.address}]) & 1) == 0 and t[i] != 0: --t[i]; t = bytes at {timers.address}.",
        f"My engine has no time for all {timers.length} timers at {timers.address}. Even frames take the even slots, odd frames the odd ones ({frames.address} is the frame number, a byte). A served timer that runs (not 0) loses 1.",
        f"Half the timers per frame: {where(timers)}. Slot number plus frame byte {frames.address} even -> decrement if nonzero; odd -> leave for the next frame.",
    )


def push_request(draw: Drawer) -> Made:
    queue, count = draw.array(8, draw.one(4, 6, 8, 10, 12, 16)), draw.variable(8)
    request, error = draw.variable(8), draw.rng.randrange(1, 256)
    told = draw.variable(8)
    program = (
        If(
            check(count, ">=", queue.length),
            (put(told, error),),
            (put(at(queue, count), request), more(count), put(told, 0)),
        ),
    )
    return program, (
        f"Write a routine that appends a request to a list: the byte {request.address} goes behind the last of the {count.address} (a byte) entries that the list at {queue.address} has, and the count goes up. There is room for {queue.length}: if the count is that or more, nothing is added and {told.address} becomes ${error:02X}; otherwise {told.address} becomes 0.",
        f"How do I push byte[{request.address}] onto a list of at most {queue.length} bytes? Entries from {queue.address}, number of entries in {count.address}. Status to {told.address}: 0 stored, ${error:02X} full (count >= {queue.length}, nothing else changes).",
        f"n = byte[{count.address}]; if n >= {queue.length}: byte[{told.address}] = ${error:02X}; else byte[{queue.address} + n] = byte[{request.address}], ++n, byte[{told.address}] = 0.",
        f"Routines queue their jobs: job number in {request.address}, the {queue.length} places are at {queue.address}, {count.address} says how many are taken. Add the job at the end. No place left? Then ${error:02X} in {told.address}; if it worked, 0 there.",
        f"Append byte {request.address} to the list {queue.address} (capacity {queue.length}, fill level {count.address}). Fine: {told.address} = 0. No room: {told.address} = ${error:02X}, list untouched.",
    )


def ring_write(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    ring, place = _ring(draw, width)
    source = draw.variable(width)
    mask = ring.length - 1
    program = (put(at(ring, place), source), put(place, masked(plus(place, 1), mask)))
    return program, (
        f"Write a routine that records into a ring: the {size(source)} {source.address} goes to entry byte[{place.address}] (0 to {mask}) of the {where(ring)}, then that position moves on by one, {mask} being followed by 0.",
        f"How do I append to a circular buffer of {ring.length} {size(ring)}s at {ring.address}? Write position: byte {place.address}, always below {ring.length}. New value: {size(source)} {source.address}. Advance with & ${mask:02X}.",
        f"ring[p] = {size(source)}[{source.address}]; p = (p + 1) & ${mask:02X}; p = byte {place.address}, ring = {size(ring)}s at {ring.address}.",
        f"For a replay ghost I keep the last {ring.length} values of {source.address} ({size(source)}) in a loop of memory at {ring.address}. {place.address} is where the next one goes; afterwards it steps forward and wraps from {mask} to 0.",
        f"Store {size(source)} {source.address} at ring[{place.address}], then bump the index mod {ring.length}. Ring: {where(ring)}; index byte < {ring.length}.",
    )


def ring_fill(draw: Drawer) -> Made:
    length = draw.one(8, 16, 32, 64)
    head, tail = draw.variable(8, below=length), draw.variable(8, below=length)
    result, free = draw.variable(8), draw.maybe(0.5)
    used = masked(minus(head, tail), length - 1)
    amount = minus(length - 1, used) if free else used
    what = "how many more fit (one place always stays empty)" if free else "how many are waiting"
    formula = f"{length - 1} - ((h - t) & ${length - 1:02X})" if free else f"(h - t) & ${length - 1:02X}"
    return (put(result, amount),), (
        f"Write a routine that tells for a ring of {length} entries {what}: {formula}, with h the byte {head.address} (write position) and t the byte {tail.address} (read position), both below {length}. Store it at {result.address}.",
        f"How {'much room is left in' if free else 'full is'} a circular queue? Head {head.address}, tail {tail.address}, size {length}, both indices < {length}. Byte {result.address} = {formula}.",
        f"byte[{result.address}] = {formula}; h = byte[{head.address}], t = byte[{tail.address}].",
        f"My text engine must not overrun its ring of {length} characters. The writer is at {head.address}, the reader at {tail.address} (0..{length - 1}); (writer - reader) modulo {length} characters wait{f', and {length - 1} minus that is what still fits' if free else ''}. I need {'that free space' if free else 'that number'} at {result.address}.",
    )


def ring_back(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    ring, place = _ring(draw, width)
    delay, result = draw.rng.randrange(1, ring.length), draw.variable(width)
    mask = ring.length - 1
    program = (put(result, at(ring, masked(minus(place, delay), mask))),)
    return program, (
        f"Write a routine that looks {delay} entries back in a ring: take the position in the byte {place.address} (0 to {mask}), go {delay} back (below 0 it goes on from {mask}), and store that entry of the {where(ring)} at {result.address} ({size(result)}).",
        f"How do I read a delayed value from a history of {ring.length} {size(ring)}s? History {ring.address}, current index {place.address} (< {ring.length}), delay {delay}: {size(result)} [(index - {delay}) & ${mask:02X}] to {result.address}.",
        f"{size(result)}[{result.address}] = ring[(byte[{place.address}] - {delay}) & ${mask:02X}]; ring: {where(ring)}.",
        f"The companion walks where the hero was {delay} frames ago. The trail is a loop of {ring.length} {size(ring)}s from {ring.address}; {place.address} is the index now (below {ring.length}). Put the old value at {result.address}.",
    )


def pop_free_slot(draw: Drawer) -> Made:
    length = draw.one(8, 10, 12, 16)
    links, head, result = draw.array(8, length), draw.variable(8), draw.variable(8)
    follow = If(check(head, "<", length), (put(result, head), put(head, at(links, head))), (put(result, 0xFF),))
    return (follow,), (
        f"Write a routine that takes a slot from a linked free list. The byte {head.address} is the first free slot; if it is {length} or more there is none, and {result.address} becomes $FF. Otherwise {result.address} gets it, and the new first one is what the link byte of that slot says (the {where(links)}).",
        f"How do I allocate from a free list? Head: {head.address}; next[i]: {where(links)}. Head >= {length} means empty -> $FF in {result.address}, head stays. Else {result.address} = head, head = next[head].",
        f"if h < {length}: r = h, h = next[h]; else r = $FF. h = byte {head.address}, r = byte {result.address}, next = bytes at {links.address}.",
        f"My particles are chained: {head.address} names the first unused of {length}, and for each the byte in the table at {links.address} names the one after it. Hand out the first in {result.address} and let the chain begin at its successor; a head that isn't below {length} ends the chain ($FF for me then).",
    )


def push_free_slot(draw: Drawer) -> Made:
    length = draw.one(8, 10, 12, 16)
    links, head, slot = draw.array(8, length), draw.variable(8), draw.variable(8, below=length)
    free = draw.variable(8)
    return (put(at(links, slot), head), put(head, slot), more(free)), (
        f"Write a routine that gives slot number byte[{slot.address}] (0 to {length - 1}) back to a linked free list: its link among the {where(links)} gets the old head from {head.address}, the slot becomes the head, and the count {free.address} goes up by 1 (wrapping).",
        f"How do I free a slot in a chained list? next[slot] = head; head = slot; ++count. next: {where(links)}; slot: byte {slot.address}, below {length}; head: byte {head.address}; count: byte {free.address}.",
        f"byte[{links.address} + s] = byte[{head.address}]; byte[{head.address}] = s; ++byte[{free.address}]; s = byte[{slot.address}] < {length}.",
        f"When a shot ends, its number ({slot.address}, always less than {length}) returns to the pool: the pool's first number, at {head.address}, moves into the shot's place in the chain table {links.address}, and the shot comes first. {free.address} counts what is in the pool.",
    )


def chain_length(draw: Drawer) -> Made:
    length = draw.one(6, 8, 10, 12, 16)
    links, head, result = draw.array(8, length), draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, head),
        put(result, 0),
        Repeat(
            Number(length),
            (when(check(place, ">=", length), Stop()), more(result), put(place, at(links, place))),
        ),
    )
    return program, (
        f"Write a routine that measures a linked list: start at the number in {head.address}, count it, go to the number that the link table ({where(links)}) has for it, and so on until a number of {length} or more comes up. The count goes to {result.address}; stop at {length} in any case, in case the links run in a circle.",
        f"How do I count the members of a chain? First: byte {head.address}; next[i]: {where(links)}; any value >= {length} ends it. At most {length} are counted. Result: byte {result.address}.",
        f"p = byte[{head.address}]; n = 0; while p < {length} and n < {length}: ++n, p = next[p]; byte[{result.address}] = n; next = bytes at {links.address}.",
        f"Followers hold hands: {head.address} is the first, and the byte number i from {links.address} tells who walks behind i ({length} of them; {length} or above means nobody). How many walk? Answer at {result.address}, and never more than {length}, even if they go round in circles.",
        f"Walk next-pointers: begin with {head.address}, continue with byte[{links.address} + n]; anything >= {length} is the end. Nodes visited, {length} at most, to {result.address}.",
    )


def highest_priority(draw: Drawer) -> Made:
    priorities, result = draw.array(8, draw.one(4, 6, 8, 12)), draw.variable(8)
    best = draw.one("max", "min")
    word = "highest" if best == "max" else "lowest"
    frames = draw.variable(8)
    program = (Set(result, Extreme(best, priorities, index=True)), put(frames, 0))
    return program, (
        f"Write a routine that chooses the next task: the one with the {word} priority among the {where(priorities)} (unsigned; of equals the first). Its number, from 0, goes to {result.address}, and its run time at {frames.address} starts at 0.",
        f"How do I schedule by priority? Priorities: {where(priorities)}, {word} wins, ties go to the smaller index. Index to {result.address}, then clear the byte {frames.address}.",
        f"byte[{result.address}] = arg{best} of the {where(priorities)} (first of equals, unsigned); byte[{frames.address}] = 0.",
        f"{priorities.length} tasks compete for one frame. Their urgencies are bytes from {priorities.address}, and the {word} is served (ties: the earlier task). Write who it is into {result.address} and reset {frames.address}.",
    )


def round_robin(draw: Drawer) -> Made:
    tasks = draw.array(8, draw.one(4, 5, 6, 8))
    current = draw.variable(8, below=tasks.length)
    ready = 1 << draw.rng.randrange(8)
    step = If(check(current, ">=", tasks.length - 1), (put(current, 0),), (more(current),))
    found = Bits(Read(at(tasks, current)), ready, "any")
    program = (Repeat(Number(tasks.length), (step, when(found, Stop()))),)
    return program, (
        f"Write a routine for a round-robin scheduler: from the task after number byte[{current.address}] on, in rising order and from {tasks.length - 1} to 0, find the first whose status ({where(tasks)}) has a bit of ${ready:02X} set, and make it the current one. The current task itself comes last; if none is ready, it stays current.",
        f"How do I switch to the next ready task? {tasks.length} status bytes at {tasks.address}, ready: mask ${ready:02X}. Current: byte {current.address} (below {tasks.length}). Cyclic search starting behind it, at most one full turn.",
        f"for up to {tasks.length} turns: c = (c + 1) mod {tasks.length}; if byte[{tasks.address} + c] & ${ready:02X}: stop. c = byte[{current.address}] < {tasks.length}.",
        f"My {tasks.length} coroutines take turns. {current.address} is the one that just ran (0..{tasks.length - 1}); the next in the circle that has ${ready:02X} in its byte (table {tasks.address}) is up now. If it's nobody else, the same one goes on.",
        f"Next runnable task after {current.address} (cyclic, {tasks.length} in all; runnable = ${ready:02X} in its byte from {tasks.address}); write it back to {current.address}. No one else runnable: it keeps its value.",
    )


def spend_budget(draw: Drawer) -> Made:
    costs, budget, done = draw.array(8, draw.one(4, 6, 8, 10, 12)), draw.variable(8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, budget),
        put(done, 0),
        Each((costs,), (when(check(rest, "<", Here(costs)), Stop()), less(rest, Here(costs)), more(done))),
    )
    return program, (
        f"Write a routine that finds how many jobs fit into a frame: take the costs ({where(costs)}) from the budget in {budget.address} one after the other, stop before the first that costs more than is left, and store the number of jobs taken at {done.address}. The budget byte itself stays.",
        f"How do I see how many of {costs.length} queued transfers fit? Costs {where(costs)}, in order; available: byte {budget.address}, unsigned. First one that doesn't fit ends it. Number that fit to {done.address}.",
        f"r = byte[{budget.address}]; n = 0; for each cost c of the {where(costs)}: if r < c: stop; r -= c; ++n. byte[{done.address}] = n.",
        f"VBlank is short: {budget.address} units. Each of my {costs.length} uploads has a price (bytes at {costs.address}). In order, how many can I afford before one is too dear? To {done.address}; the ones behind that one are not considered.",
        f"Greedy fit: costs = {where(costs)}, purse = byte {budget.address} (read only). Take costs in order until one is too large; how many were taken -> {done.address}.",
    )


def allot_work(draw: Drawer) -> Made:
    wanted, limit, granted = draw.variable(16), draw.one(64, 128, 256, 512, 1024), draw.variable(16)
    program = (
        put(granted, Binary("min", Read(wanted), Number(limit, 16))),
        less(wanted, granted),
    )
    return program, (
        f"Write a routine that cuts a long transfer into pieces: this frame's piece is the smaller of the word {wanted.address} (what is left) and {limit}; store it in the word {granted.address} and take it from what is left.",
        f"How do I move at most {limit} bytes a frame? Remaining: word {wanted.address}. Grant min(remaining, {limit}) in word {granted.address} and subtract it from the remaining. Unsigned.",
        f"word[{granted.address}] = min(word[{wanted.address}], {limit}); word[{wanted.address}] -= word[{granted.address}].",
        f"My upload of word[{wanted.address}] bytes is too big for one VBlank. Give me this frame's share at {granted.address} (two bytes, {limit} at the very most) and lower the rest accordingly.",
    )


def handshake(draw: Drawer) -> Made:
    request, answer = draw.variable(8), draw.variable(8)
    data, taken = draw.variable(8), draw.variable(8)
    program = (
        when(check(request, "==", answer), Stop()),
        put(taken, data),
        put(answer, request),
    )
    return program, (
        f"Write a routine for the receiver of a handshake: if the sender's number {request.address} equals the last answer {answer.address}, there is nothing new. Otherwise copy the byte {data.address} to {taken.address} and acknowledge by setting the answer to the sender's number.",
        f"How do I receive bytes with a toggle handshake? Sender counter {request.address}, my echo {answer.address}, payload {data.address}. When the two differ: payload to {taken.address}, echo = counter. Equal: do nothing.",
        f"if byte[{request.address}] != byte[{answer.address}]: byte[{taken.address}] = byte[{data.address}], byte[{answer.address}] = byte[{request.address}].",
        f"The main loop posts commands to my NMI code: it writes {data.address} and then changes {request.address}. I echo that number in {answer.address} once I have put the command in {taken.address}. Same number as last time means no new command.",
        f"Poll: {request.address} != {answer.address} means a new byte waits in {data.address}; move it to {taken.address} and copy {request.address} to {answer.address}. Same: nothing.",
    )


def post_when_free(draw: Drawer) -> Made:
    box, message, flag = draw.variable(8), draw.variable(8), draw.variable(8)
    lost = draw.variable(8)
    program = (
        If(
            check(flag, "==", 0),
            (put(box, message), put(flag, 1)),
            (when(check(lost, "!=", 0xFF), more(lost)),),
        ),
    )
    return program, (
        f"Write a routine that posts a message for another routine: if the flag {flag.address} is 0, copy {message.address} to the mailbox {box.address} and set the flag to 1; if it is not, count a lost message at {lost.address}, up to 255.",
        f"How do I hand a byte over without overwriting the last one? Mailbox {box.address}, full flag {flag.address}, message {message.address}. Flag 0: store and flag = 1. Otherwise only {lost.address} += 1 (it stays at $FF).",
        f"if byte[{flag.address}] == 0: byte[{box.address}] = byte[{message.address}], byte[{flag.address}] = 1; else if byte[{lost.address}] < 255: ++byte[{lost.address}].",
        f"NMI picks up one command per frame from {box.address}, as soon as {flag.address} isn't 0, and clears that. My side: leave the command {message.address} there when the place is free, else note one more dropped command in {lost.address} (one byte, saturating).",
    )


def write_back_buffer(draw: Drawer) -> Made:
    half = draw.one(4, 8, 16)
    buffers = draw.array(8, 2 * half)
    which, place = draw.variable(8, below=2), draw.variable(8, below=half)
    content = draw.variable(8)
    hidden = draw.maybe(0.6)
    page = toggled(which, 1) if hidden else value(which)
    spot = joined(Scaled(page, half), place)
    target = "the one that is not shown" if hidden else "the one with that number"
    pick = f"(1 - byte[{which.address}])" if hidden else f"byte[{which.address}]"
    return (put(at(buffers, spot), content),), (
        f"Write a routine that stores the byte {content.address} into one of two buffers of {half} bytes that lie one behind the other from {buffers.address}: {target}, where {which.address} (0 or 1) is the number {'that is shown' if hidden else 'to use'}. The place within it is the byte {place.address}, 0 to {half - 1}.",
        f"How do I write into the {'back' if hidden else 'current'} buffer? Two of {half} bytes at {buffers.address}; {'front' if hidden else 'current'} index {which.address} is 0 or 1; offset {place.address} < {half}; value {content.address}. Address: {buffers.address} + {half} * {'(1 - index)' if hidden else 'index'} + offset.",
        f"byte[{buffers.address} + {half} * {pick} + byte[{place.address}]] = byte[{content.address}]; index 0 or 1, offset < {half}.",
        f"Double buffering: page 0 is {buffers.address}, page 1 directly follows ({half} bytes each). {which.address} says which page {'the screen uses, so I fill the other' if hidden else 'I may fill'}: put {content.address} at its byte number {place.address} (below {half}).",
    )


def late_frames(draw: Drawer) -> Made:
    now, last, missed = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(missed, minus(now, last)),
        put(last, now),
        when(check(missed, "!=", 0), less(missed)),
    )
    return program, (
        f"Write a routine that finds the dropped frames: {missed.address} becomes the difference of the frame counter {now.address} and what it was last time ({last.address}), modulo 256, less 1 if that is not 0. Then {last.address} holds the counter.",
        f"How do I detect lag? d = byte[{now.address}] - byte[{last.address}] (8 bits); byte[{missed.address}] = d ? d - 1 : 0; last = now.",
        f"byte[{missed.address}] = max((byte[{now.address}] - byte[{last.address}]) mod 256 - 1, 0); byte[{last.address}] = byte[{now.address}].",
        f"NMI counts {now.address} up, wrapping at 256. My main loop should run once per frame and remembers the count in {last.address}. Tell me in {missed.address} how many frames it has skipped (one step ahead is none; no step is none either), and remember the new count.",
    )


def delayed_calls(draw: Drawer) -> Made:
    timers, jobs = draw.slots(8, 8)
    pending = draw.variable(8)
    running = check(Here(timers), "!=", 0)
    ended = check(Here(timers), "==", 0)
    fire = (put(pending, Here(jobs)), put(Here(jobs), 0))
    program = (Each((timers, jobs), (when(running, less(Here(timers)), when(ended, *fire)),)),)
    return program, (
        f"Write a routine that runs delayed jobs: each of the {where(timers)} that is not 0 is lowered by 1, slot 0 first; if it gets to 0, the job byte of the same slot (list at {jobs.address}) is moved to {pending.address} and 0 takes its place. If several end at once, the one with the highest slot number remains in {pending.address}.",
        f"How do I fire events after a delay? {timers.length} delays at {timers.address}, event codes at {jobs.address}. Count running ones down; on reaching 0: code -> {pending.address}, code = 0. Ascending order, a later slot overwrites.",
        f"for i = 0..{timers.length - 1}: if t[i] != 0 and --t[i] == 0: byte[{pending.address}] = j[i], j[i] = 0; t = bytes at {timers.address}, j = bytes at {jobs.address}.",
        f"Things happen later in my hack: {timers.length} fuses (bytes, {timers.address}) burn one frame a call, those at 0 are out already. A fuse that just burnt out moves its entry from {jobs.address} to {pending.address} and leaves a zero. Of two in one frame the higher slot has the last word.",
        f"Tick {timers.length} delay bytes ({timers.address}, 0 = off). Delay hits 0: its code ({jobs.address}, same slot) goes to {pending.address} and is zeroed. Slots in ascending order.",
    )


def mode_sequence(draw: Drawer) -> Made:
    mode, sub = draw.variable(8), draw.variable(8)
    last = draw.rng.randrange(2, 9)
    start = draw.rng.randrange(1, 32)
    program = (
        more(sub),
        when(check(sub, "<=", last), Stop()),
        put(sub, 0),
        Switch(Read(mode), ((start, (put(mode, start + 1),)), (start + 1, (put(mode, start),)))),
    )
    return program, (
        f"Write a routine that advances a mode: raise the submode {sub.address}. If it is then above {last}, it becomes 0 and the mode {mode.address} changes from ${start:02X} to ${start + 1:02X} or from ${start + 1:02X} to ${start:02X}; any other mode stays.",
        f"How do I chain submodes? ++byte[{sub.address}]; when > {last}: back to 0, and mode byte {mode.address}: ${start:02X} <-> ${start + 1:02X} (others unchanged).",
        f"if ++s > {last}: s = 0, m = (m == ${start:02X} ? ${start + 1:02X} : m == ${start + 1:02X} ? ${start:02X} : m). s = byte {sub.address}, m = byte {mode.address}.",
        f"A door transition of my engine has steps 0 to {last} in {sub.address}. After the last one (or beyond) it begins at 0 again and the game goes back and forth between module ${start:02X} and ${start + 1:02X} ({mode.address}); in no other module does that byte change.",
    )


def wait_for_all(draw: Drawer) -> Made:
    arrived, needed, phase = draw.variable(8), draw.mask(8), draw.variable(8)
    needed |= 1 << draw.rng.randrange(8)
    mine = 1 << draw.rng.choice([bit for bit in range(8) if needed >> bit & 1])
    program = (
        put(arrived, joined(arrived, mine)),
        when(Bits(Read(arrived), needed, "all"), put(arrived, 0), more(phase)),
    )
    return program, (
        f"Write a routine for a meeting point of several tasks: set ${mine:02X} in {arrived.address}; if all bits of ${needed:02X} are set there now, the byte {arrived.address} becomes 0 and the phase {phase.address} goes up by 1 (modulo 256).",
        f"How do I make a barrier? My bit: ${mine:02X}; everybody: ${needed:02X}; who is there: byte {arrived.address}. Once everybody is: clear it, ++byte[{phase.address}].",
        f"a |= ${mine:02X}; if (a & ${needed:02X}) == ${needed:02X}: a = 0, ++p. a = byte {arrived.address}, p = byte {phase.address}.",
        f"The next act may begin only when each actor of the mask ${needed:02X} is ready. I report as ${mine:02X} in {arrived.address}; whoever completes the mask wipes that byte and turns the page ({phase.address}, one more).",
    )


def drain_flags(draw: Drawer) -> Made:
    pending, result = draw.variable(8), draw.variable(8)
    algorithms = Algorithms(draw)
    bit, mask = algorithms.own("number"), algorithms.own("mask")
    program = (
        put(bit, 0),
        put(mask, 1),
        when(check(pending, "==", 0), put(result, 0xFF), Stop()),
        While(
            check(masked(pending, mask), "==", 0),
            (put(mask, Shifted(Read(mask), "left", 1)), more(bit)),
        ),
        put(result, bit),
        put(pending, toggled(pending, mask)),
    )
    return program, (
        f"Write a routine that takes the lowest pending request: find the lowest set bit of {pending.address}, clear it, and store its number (0 to 7) at {result.address}. Without a set bit, {result.address} becomes $FF.",
        f"How do I serve interrupts by priority from a bit mask? Mask byte {pending.address}, bit 0 first. Number of the served bit to {result.address} ($FF if none); that bit is cleared.",
        f"byte[{result.address}] = index of the lowest 1 in byte[{pending.address}], which is then set to 0; $FF when byte[{pending.address}] == 0.",
        f"Eight systems want attention by setting bits in {pending.address}; bit 0 is the most urgent. Each call serves one: its number goes to {result.address}, its bit goes off. If nobody asks, put $FF there.",
        f"Pop lowest set bit of {pending.address}: its number -> {result.address}, bit cleared; empty mask -> $FF.",
    )


def watchdog(draw: Drawer) -> Made:
    alive, silent, reset = draw.variable(8), draw.variable(8), draw.variable(8)
    patience, code = draw.rng.randrange(10, 120), draw.rng.randrange(1, 256)
    program = (
        If(check(alive, "!=", 0), (put(alive, 0), put(silent, 0), Stop())),
        more(silent),
        when(check(silent, ">=", patience), put(silent, 0), put(reset, code)),
    )
    return program, (
        f"Write a routine that watches another one: if its sign of life {alive.address} is not 0, clear that and the count {silent.address}. Otherwise raise the count; at {patience} or more it becomes 0 and ${code:02X} is stored at {reset.address}.",
        f"How do I write a watchdog? The watched code sets {alive.address} to nonzero; each call I clear it. After {patience} calls without it (byte {silent.address} counts them), {reset.address} = ${code:02X} and counting starts over.",
        f"if a: a = 0, s = 0; else if ++s >= {patience}: s = 0, byte[{reset.address}] = ${code:02X}. a = byte {alive.address}, s = byte {silent.address}.",
        f"If my script hangs I want to notice. It pets {alive.address} (anything but 0); I take that back every frame and zero {silent.address}. No petting adds one to {silent.address}, and once that makes {patience} or more, {reset.address} gets ${code:02X} and {silent.address} 0.",
    )


def sort_step(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    keys, swaps = draw.array(width, draw.one(4, 6, 8, 10)), draw.variable(8)
    place = Algorithms(draw).own("place")
    here, beside = at(keys, place), at(keys, plus(place, 1))
    down = draw.maybe(0.4)
    wrong = check(here, "<" if down else ">", beside)
    program = (
        put(swaps, 0),
        put(place, 0),
        While(
            check(place, "<", keys.length - 1),
            (when(wrong, Swap(here, beside), more(swaps)), more(place)),
        ),
    )
    order = "smaller" if down else "larger"
    goal = "falling" if down else "rising"
    return program, (
        f"Write a routine that makes one pass of bubble sort over the {where(keys)}: from the first to the last but one, swap an entry with the next if it is {order} (unsigned). The number of swaps goes to the byte {swaps.address}.",
        f"How do I sort a draw list a bit each frame? One bubble pass, {goal} order, over the {where(keys)}: compare neighbours 0/1, 1/2, ... and exchange when the first is {order}. Count of exchanges in {swaps.address}.",
        f"n = 0; for i = 0..{keys.length - 2}: if k[i] {'<' if down else '>'} k[i + 1]: swap them, ++n; byte[{swaps.address}] = n; k = {where(keys)}, unsigned.",
        f"My sprites are drawn by depth, keys in {where(keys)}. They change little, so a single sweep with swaps of neighbours in the wrong order ({goal} is right, equal ones stay) is enough. {swaps.address} tells how many swaps it took; 0 means sorted.",
        f"Single bubble pass, {goal}, {where(keys)}, unsigned; swaps counted in {swaps.address} (from 0).",
    )


def load_meter(draw: Drawer) -> Made:
    states, load, peak = draw.array(8, draw.one(8, 10, 12, 16)), draw.variable(8), draw.variable(8)
    free = draw.one(0, 0, 0xFF)
    program = (
        Set(load, Count(states, check(Here(states), "!=", free))),
        when(check(load, ">", peak), put(peak, load)),
    )
    return program, (
        f"Write a routine that measures how full the slots are: {load.address} gets the number of the {where(states)} that are not ${free:02X}, and {peak.address} becomes that number if it was smaller.",
        f"How do I track the high-water mark of a pool? In use: entries != ${free:02X} among the {where(states)}. Current to {load.address}; maximum so far (unsigned) in {peak.address}.",
        f"byte[{load.address}] = #(i : s[i] != ${free:02X}); byte[{peak.address}] = max(byte[{peak.address}], byte[{load.address}]); s = {where(states)}.",
        f"Would fewer slots do? Every frame count the {states.length} states at {states.address} that aren't free (free is ${free:02X}), show the count at {load.address} and keep the greatest count ever seen at {peak.address}.",
        f"Pool statistics: now = entries of {where(states)} other than ${free:02X} -> {load.address}; record high -> {peak.address} (only ever raised).",
    )


def tick_rate(draw: Drawer) -> Made:
    rest, speed, ticks = draw.variable(8), draw.variable(8), draw.variable(8)
    whole = draw.one(60, 50, 64, 100)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, plus(Widened(Read(rest)), Widened(Read(speed)))),
        put(ticks, 0),
        While(check(total, ">=", whole), (less(total, whole), more(ticks))),
        put(rest, Half(Read(total), high=False)),
    )
    return program, (
        f"Write a routine that turns a rate into ticks: add the rate {speed.address} to the remainder {rest.address} (9 bits, it does not wrap); {ticks.address} gets how often {whole} is contained in that, and the new remainder goes back to {rest.address}.",
        f"How do I run something byte[{speed.address}] times per {whole} frames? rest + rate, with rest in byte {rest.address} and rate in byte {speed.address}, divided by {whole}: quotient to {ticks.address}, remainder to {rest.address}. The sum may pass 255.",
        f"t = byte[{rest.address}] + byte[{speed.address}] (no overflow); byte[{ticks.address}] = t / {whole}; byte[{rest.address}] = t % {whole}.",
        f"My music runs at its own tempo: each frame {speed.address} is added to {rest.address}, and for every full {whole} in the sum (up to 510) the player gets one tick. Number of ticks this frame to {ticks.address}; what is left over stays in {rest.address}.",
    )


def job_state(draw: Drawer) -> Made:
    state, wait = draw.variable(8, below=4), draw.variable(8)
    length, done = draw.rng.randrange(5, 120), draw.variable(8)
    program = (
        Switch(
            Read(state),
            (
                (0, ()),
                (1, (put(wait, length), put(state, 2))),
                (2, (less(wait), when(check(wait, "==", 0), put(state, 3)))),
                (3, (more(done), put(state, 0))),
            ),
        ),
    )
    return program, (
        f"Write a routine that steps a job by its state {state.address} (0 to 3). 0: idle, nothing. 1: set the wait {wait.address} to {length} and go to state 2. 2: lower the wait by 1 (wrapping), and if that makes 0 go to state 3. 3: raise {done.address} by 1 and go to state 0.",
        f"How do I code a small state machine? State byte {state.address} is 0..3. State 1: wait = {length}, next 2. State 2: --wait, at zero next 3. State 3: ++done, next 0. State 0: rest. wait = byte {wait.address}, done = byte {done.address}.",
        f"switch s: 1: w = {length}, s = 2; 2: if --w == 0: s = 3; 3: ++d, s = 0; 0: nothing. s = byte {state.address} < 4, w = byte {wait.address}, d = byte {done.address}.",
        f"My elevator's job runs over several frames: {state.address} says where it is. Started (1) it loads {length} into {wait.address} and waits (2); there each frame takes one off, and at 0 it arrives (3); arriving adds one to {done.address} and it's idle (0), which does nothing. No other states exist.",
    )


RECIPES = (
    every_other_frame,
    slots_by_parity,
    push_request,
    ring_write,
    ring_fill,
    ring_back,
    pop_free_slot,
    push_free_slot,
    chain_length,
    highest_priority,
    round_robin,
    spend_budget,
    allot_work,
    handshake,
    post_when_free,
    write_back_buffer,
    late_frames,
    delayed_calls,
    mode_sequence,
    wait_for_all,
    drain_flags,
    watchdog,
    sort_step,
    load_meter,
    tick_rate,
    job_state,
)
