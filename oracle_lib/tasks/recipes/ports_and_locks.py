"""What two sides agree on: locks, events, packets, serial bits, buffers and queues that are handed over."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Each,
    Either,
    Field,
    Here,
    If,
    Number,
    Read,
    Report,
    Shifted,
    Shove,
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
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    toggled,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def take_lock(draw: Drawer) -> Made:
    lock, owner = draw.variable(8), draw.variable(8)
    waits = draw.variable(8)
    program = (
        If(
            check(lock, "==", 0),
            (put(lock, owner),),
            (when(check(lock, "!=", owner), more(waits)),),
        ),
        Report(check(lock, "==", owner)),
    )
    return program, (
        f"Write a routine that takes a lock for the owner number in {owner.address}: if the lock {lock.address} is 0 it becomes that number. If it has another owner, {waits.address} rises by 1 (wrapping). The carry is set on return if the lock has the owner's number now, else clear.",
        f"Lock byte {lock.address} (0 free), my number {owner.address}. Free: take it; mine already: fine; someone else's: {waits.address} + 1. SEC when I hold it, CLC when not.",
        f"l == 0: l = me; l != me: byte[{waits.address}] += 1; carry = l == me; l = byte[{lock.address}], me = byte[{owner.address}].",
        f"Only one task at a time may use the DMA channel. Who uses it has its number in {lock.address}, zero for nobody. The task in {owner.address} wants it: enter it when the channel is free, count a collision in {waits.address} when another one is there, and let the carry say whether it has the channel (set) or must wait (clear).",
    )


def release_lock(draw: Drawer) -> Made:
    lock, owner, queue = draw.variable(8), draw.variable(8), draw.array(8, draw.one(3, 4, 6))
    program = (
        when(
            Either(check(lock, "==", owner), Bits(Read(lock), 0x80, "any")),
            put(lock, at(queue, 0)),
            Shove(queue, False, Number(0)),
        ),
    )
    return program, (
        f"Write a routine that gives a lock back: if {lock.address} equals {owner.address}, or bit 7 of {lock.address} is set (abandoned), the lock passes to the first of the {queue.length} bytes at {queue.address}, the others move one place forward and the last becomes 0. Otherwise nothing happens.",
        f"Hand the lock {lock.address} to the next waiter? Only if it's mine (byte {owner.address}) or negative. Waiters: {queue.length} bytes {queue.address}, first is next (0 = nobody: lock free); shift down, 0 at the end.",
        f"if l == byte[{owner.address}] or l & $80: l = q[0]; q = q[1:] + [0]. l = byte[{lock.address}], q: {queue.length} bytes at {queue.address}.",
        f"Done with the door! It's reserved by the number in {lock.address}; mine is {owner.address}. If that is me, or the reservation has been given up (negative), the first in the waiting line gets it (line of {queue.length} at {queue.address}, empty places are 0, and a 0 means the door is free), and the line moves up. Someone else's reservation I don't touch.",
    )


def enabled_events(draw: Drawer) -> Made:
    pending, enabled, active = draw.variable(8), draw.variable(8), draw.variable(8)
    now = Algorithms(draw).own("now")
    program = (
        put(now, masked(pending, enabled)),
        put(active, joined(active, now)),
        put(pending, toggled(pending, now)),
    )
    return program, (
        f"Write a routine that lets enabled events through: the bits set in both {pending.address} and {enabled.address} are set in {active.address} (whose other bits stay) and cleared in {pending.address}.",
        f"Move pending interrupt bits that are enabled to the active set? pending {pending.address}, enable mask {enabled.address}, active {active.address}; disabled ones keep waiting.",
        f"e = byte[{pending.address}] & byte[{enabled.address}]; byte[{active.address}] |= e; byte[{pending.address}] &= ~e.",
        f"During a cutscene most events must wait. {enabled.address} says bit by bit which kinds may happen; what has been asked for is in {pending.address}. Hand those that may over to {active.address}, add them to what is there, and strike them from the waiting ones.",
    )


def packet_in_order(draw: Drawer) -> Made:
    number, expected, data, taken = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    errors, ack = draw.variable(8), draw.variable(8)
    program = (
        If(
            check(masked(number, 3), "==", masked(expected, 3)),
            (put(taken, data), more(expected)),
            (when(check(masked(plus(number, 1), 3), "!=", masked(expected, 3)), more(errors)),),
        ),
        put(ack, masked(minus(expected, 1), 3)),
    )
    return program, (
        f"Write a routine that receives numbered packets (numbers modulo 4): if the low two bits of {number.address} equal those of {expected.address}, the data byte {data.address} goes to {taken.address} and {expected.address} rises by 1. If not, and the number is not the one before the expected one either (modulo 4), {errors.address} rises by 1. In every case {ack.address} becomes ({expected.address} - 1) modulo 4.",
        f"Stop-and-wait with 2-bit sequence numbers? seq {number.address}, expected {expected.address}, payload {data.address} -> {taken.address}. Expected: take it, expected + 1. Previous one (a repeat): nothing. Other: error count {errors.address} + 1. Then ack {ack.address} = (expected - 1) & 3.",
        f"s = byte[{number.address}] & 3; e = byte[{expected.address}]; s == e & 3: byte[{taken.address}] = byte[{data.address}], e += 1; elif (s + 1) & 3 != e & 3: byte[{errors.address}] += 1; byte[{ack.address}] = (e - 1) & 3.",
        f"The link cable sometimes repeats a byte. So each comes with a running number of two bits ({number.address}; upper bits are noise), and {expected.address} counts the bytes I have taken. The right number: accept {data.address} into {taken.address}. The number just before: a repeat, ignore it. Any other: a fault, counted in {errors.address}. Always answer in {ack.address} with the number of the last byte I have, also two bits.",
    )


def publish_buffer(draw: Drawer) -> Made:
    back, ready, fresh, dropped = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        when(Bits(Read(fresh), 1, "any"), more(dropped)),
        Swap(back, ready),
        put(fresh, joined(fresh, 1)),
    )
    return program, (
        f"Write a routine for the drawing side of triple buffering: if bit 0 of {fresh.address} is still set, {dropped.address} rises by 1 (wrapping). Then the buffer numbers {back.address} (drawn) and {ready.address} (waiting) are exchanged and bit 0 of {fresh.address} is set.",
        f"Publish a finished frame in a triple buffer? back index {back.address} <-> ready index {ready.address}; fresh flag = bit 0 of {fresh.address}, set it; it was set already: dropped {dropped.address} + 1.",
        f"if f & 1: byte[{dropped.address}] += 1; swap(byte[{back.address}], byte[{ready.address}]); f |= 1; f = byte[{fresh.address}].",
        f"A picture is finished in buffer {back.address}. Offer it by trading places with the buffer on offer ({ready.address}) and raise the lowest bit of {fresh.address}. Should it be up from last time, nobody fetched the former one: count that in {dropped.address}.",
    )


def changed_shadows(draw: Drawer) -> Made:
    shadows, sent, mask = draw.array(8, 8), draw.array(8, 8), draw.variable(8)
    bit = Algorithms(draw).own("bit")
    program = (
        put(mask, 0),
        put(bit, 1),
        Each(
            (shadows, sent),
            (
                when(
                    check(Here(shadows), "!=", Here(sent)),
                    put(Here(sent), Here(shadows)), put(mask, joined(mask, bit)),
                ),
                put(bit, Shifted(Read(bit), "left", 1)),
            ),
        ),
    )  # fmt: skip
    return program, (
        f"Write a routine that compares eight shadow bytes at {shadows.address} with what was sent last ({sent.address}, eight bytes): each that differs is copied there, and its bit (bit i for byte i) is set in {mask.address}; the other bits of the mask are 0.",
        f"Which of 8 register shadows changed? New {shadows.address}, last {sent.address} (update), change mask {mask.address}, bit 0 for the first byte.",
        f"m = 0; for i < 8: if s[i] != t[i]: t[i] = s[i], m |= 1 << i; byte[{mask.address}] = m; s: {shadows.address}, t: {sent.address}.",
        f"My NMI writes only those PPU registers that need it. There are eight of them, wanted values from {shadows.address}, present ones from {sent.address}. Produce in {mask.address} a bit for each that is about to be written (lowest for the first), and note their new values as the present ones.",
    )


def wait_for_slower_console(draw: Drawer) -> Made:
    mine, theirs, wait, lead = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16)
    most = draw.rng.randrange(1, 9)
    program = (
        put(lead, minus(mine, theirs)),
        If(check(lead, ">", most, True), (put(wait, 1),), (put(wait, 0), more(mine))),
    )
    return program, (
        f"Write a routine that keeps two linked games in step: the lead, word {mine.address} minus word {theirs.address} as a signed 16-bit number, goes to the word {lead.address}. If it is greater than {most}, {wait.address} becomes 1; otherwise {wait.address} becomes 0 and {mine.address} rises by 1.",
        f"Lockstep: my frame word {mine.address}, their frame word {theirs.address}. lead = mine - theirs (signed, may wrap) -> word {lead.address}. lead > {most}: wait byte {wait.address} = 1. Else wait = 0, mine + 1.",
        f"l = (s16)(word[{mine.address}] - word[{theirs.address}]); word[{lead.address}] = l; l > {most} ? byte[{wait.address}] = 1 : (byte[{wait.address}] = 0, word[{mine.address}] += 1).",
        f"Two consoles play against each other. Mine has calculated {mine.address} frames, the other one {theirs.address}; the counters wrap, so take their difference with its sign. More than {most} ahead I have to wait (1 in {wait.address}); otherwise calculate one more (0, and count it). Show the difference before that in {lead.address}.",
    )


def shift_out_bit(draw: Drawer) -> Made:
    data, left, line, next_ = draw.variable(8), draw.variable(8, below=9), draw.variable(8), draw.variable(8)
    high_first = draw.maybe(0.5)
    top = 0x80 if high_first else 1
    program = (
        when(check(left, "==", 0), put(data, next_), put(left, 8)),
        If(Bits(Read(data), top, "any"), (put(line, 1),), (put(line, 0),)),
        put(data, Shifted(Read(data), "left" if high_first else "right", 1)),
        less(left),
    )
    order = "highest" if high_first else "lowest"
    return program, (
        f"Write a routine that sends bytes bit by bit, the {order} bit first. If the number of bits left, {left.address} (0 to 8), is 0, the byte {next_.address} is loaded into {data.address} and 8 bits are left. Then {line.address} becomes 1 or 0 by the {order} bit of {data.address}, which is shifted by one (0 comes in), and one bit less is left.",
        f"Serial output, {'MSB' if high_first else 'LSB'} first? Shift register {data.address}, bits left {left.address} (at most 8; 0: reload from {next_.address} with 8), line {line.address} = the bit.",
        f"if n == 0: d = byte[{next_.address}], n = 8; byte[{line.address}] = d {'>> 7' if high_first else '& 1'}; d = d {'<< 1 & $FF' if high_first else '>> 1'}; n -= 1. d = byte[{data.address}], n = byte[{left.address}] <= 8.",
        f"An LED on controller port 2 blinks out bytes, one bit a call, beginning with the {order}. {data.address} has what is still to go, {left.address} how many bits that is (8 at the most). When all are gone fetch the next byte from {next_.address} first. The level for this call goes to {line.address}, 1 or 0.",
    )


def shift_in_bit(draw: Drawer) -> Made:
    line, data, count, received = draw.variable(8), draw.variable(8), draw.variable(8, below=8), draw.variable(8)
    ready = draw.variable(8)
    bit = Field(Read(line), 0, 1)
    program = (
        put(data, joined(Shifted(Read(data), "left", 1), bit)),
        more(count),
        If(
            check(count, "==", 8),
            (put(count, 0), put(received, data), put(ready, 1)),
            (put(ready, 0),),
        ),
    )
    return program, (
        f"Write a routine that receives a byte bit by bit, highest first: {data.address} is shifted left and bit 0 of {line.address} comes in; {count.address} (0 to 7) rises by 1. If it is 8 then, it becomes 0, the byte goes to {received.address} and {ready.address} becomes 1; else {ready.address} becomes 0.",
        f"Serial input, MSB first? Line = bit 0 of {line.address}; shift register {data.address}; bit counter {count.address} (below 8); eighth bit: copy to {received.address}, counter 0, ready {ready.address} = 1. Otherwise ready = 0.",
        f"d = (d << 1 | byte[{line.address}] & 1) & $FF; n += 1; n == 8 ? (n = 0, byte[{received.address}] = d, r = 1) : r = 0. d = byte[{data.address}], n = byte[{count.address}] < 8, r = byte[{ready.address}].",
        f"The mouse sends its bits one by one, most significant first, on the lowest bit of {line.address}. Collect them in {data.address} and count in {count.address}; with the eighth the byte is complete, so publish it in {received.address}, say 1 in {ready.address} and count from 0 again. As long as it isn't, {ready.address} is 0.",
    )


def upload_to_sound_chip(draw: Drawer) -> Made:
    data = draw.array(8, draw.one(8, 16, 24, 32))
    echo, counter, value_, place = (
        draw.variable(8),
        draw.variable(8),
        draw.variable(8),
        draw.variable(8, below=data.length + 1),
    )
    state = draw.variable(8)
    program = (
        when(check(masked(toggled(echo, counter), 3), "!=", 0), put(state, 0), Stop()),
        when(check(place, "==", data.length), put(state, 2), Stop()),
        put(value_, at(data, place)),
        more(place),
        more(counter),
        put(state, 1),
    )
    return program, (
        f"Write a routine that sends the next byte of a block to the sound chip. If the low two bits of the echo {echo.address} and the counter {counter.address} differ, {state.address} becomes 0 and that's all. If the position {place.address} is {data.length} (never more), {state.address} becomes 2. Otherwise byte number position of the {data.length} at {data.address} goes to {value_.address}, position and counter rise by 1 and {state.address} becomes 1.",
        f"APU transfer step? Wait until echo {echo.address} matches counter {counter.address} in bits 0-1 (else state {state.address} = 0). Done at position {place.address} == {data.length}: state 2. Else value {value_.address} = data[position], position + 1, counter + 1, state 1. Data: {data.length} bytes {data.address}; position 0..{data.length}.",
        f"(e ^ c) & 3: s = 0; i == {data.length}: s = 2; else byte[{value_.address}] = d[i], i += 1, c += 1, s = 1. e = byte[{echo.address}], c = byte[{counter.address}], i = byte[{place.address}] <= {data.length}, s = byte[{state.address}], d: {data.address}.",
        f"The chip answers each byte by repeating its number, of which I compare two bits. Number sent: {counter.address}, number repeated: {echo.address}. Not the same yet: report 0 in {state.address} and come back later. The same: put the next of my {data.length} bytes ({data.address}, position in {place.address}) into {value_.address}, count both up, report 1. When all {data.length} are through, report 2 instead and send nothing.",
    )


def apply_waiting_writes(draw: Drawer) -> Made:
    targets = draw.array(8, draw.one(8, 16, 32))
    places, values = draw.slots(8, 8)
    used = draw.variable(8, below=places.length + 1)
    mask = targets.length - 1
    index = replace(Algorithms(draw).own("index"), below=places.length + 1)
    program = (
        put(index, 0),
        While(
            check(index, "<", used),
            (
                put(
                    at(targets, masked(at(places, index), mask)),
                    at(values, index),
                ),
                more(index),
            ),
        ),
        put(used, 0),
    )
    count = places.length
    return program, (
        f"Write a routine that carries out delayed writes in order: the first byte[{used.address}] (0 to {count}) entries of two lists, places at {places.address} and values at {values.address} ({count} bytes each), say what goes where: the value is stored in byte number (place modulo {targets.length}) of the {targets.length} at {targets.address}. Then {used.address} becomes 0.",
        f"Flush a write queue? {used.address} entries (<= {count}); places {places.address}, values {values.address}; target {targets.address}[place & {mask}] = value, oldest first; count = 0 afterwards.",
        f"for i < byte[{used.address}]: t[p[i] & {mask}] = v[i]; byte[{used.address}] = 0; p: {places.address}, v: {values.address}, t: {targets.address}; at most {count} entries.",
        f"While drawing runs nobody may change the {targets.length} cells at {targets.address}, so wishes are noted: cell numbers from {places.address} (only the low {mask.bit_length()} bits count), new contents from {values.address}, how many in {used.address}, no more than {count}. Now fulfil them from first to last, so that the later one wins, and empty the list.",
    )


RECIPES = (
    take_lock,
    release_lock,
    enabled_events,
    packet_in_order,
    publish_buffer,
    changed_shadows,
    wait_for_slower_console,
    shift_out_bit,
    shift_in_bit,
    upload_to_sound_chip,
    apply_waiting_writes,
)
