"""Actors whose properties share bytes and words: spawned, hit, turned, ranked and moved with every field right."""

import random
from dataclasses import replace

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Field,
    If,
    Read,
    Shifted,
    Stop,
    Unary,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    bits_told,
    changed,
    ladder,
    lifted,
    lowered,
    part,
    raised,
)
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
    when,
)

SUBJECT = "sprites"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def spawn_from_word(draw: Drawer) -> Made:
    order, kind, life, x, flags = (
        draw.variable(16),
        draw.variable(8),
        draw.variable(8),
        draw.variable(16),
        draw.variable(8),
    )
    o, k, h, a, f = addresses(order, kind, life, x, flags)
    base = draw.rng.randrange(2, 20)
    program = (
        put(kind, part(order, 0, 5)),
        put(life, plus(Shifted(part(order, 5, 3), "left", 2), base)),
        put(x, Shifted(Field(Read(order), 8, 6), "left", 4)),
        put(flags, either(Bits(Read(order), 0x8000, "any"), 0x81, 0x01)),
    )
    return program, (
        f"Write a routine that spawns an actor from the word {o}: bits 0-4 are the kind, to {k}; bits 5-7 times 4 plus {base} the life, to {h}; bits 8-13 times 16 the x position, to the word {a}; {f} becomes $81 if bit 15 is set (hidden), else $01.",
        f"{o} = h.xxxxxx lllkkkkk -> kind {k}, life {h} = l * 4 + {base}, x word {a} = x * 16, flags {f} = h ? $81 : $01.",
        f"w = word[{o}]; byte[{k}] = w & 31; byte[{h}] = (w >> 5 & 7) * 4 + {base}; word[{a}] = (w >> 8 & 63) * 16; byte[{f}] = w & $8000 ? $81 : 1.",
        f"Each enemy of my level is ordered by two bytes ({o}): from below, five bits of kind, three of toughness ({base} points and four more per step), six of column in tiles of 16 pixels, and on top whether it lies in ambush. Fill in its kind ({k}), points ({h}), x in pixels ({a}, a word), and the flags {f}: bit 0 for alive, always, bit 7 for ambush.",
    )


def hit_reaction_fields(draw: Drawer) -> Made:
    actor, damage, dead = draw.variable(16), draw.variable(8, below=64), draw.variable(8)
    a, d, x = addresses(actor, damage, dead)
    own = Algorithms(draw).own("life")
    stun = draw.rng.randrange(3, 16)
    program = (
        put(own, part(actor, 0, 6)),
        If(
            check(damage, ">=", own),
            (put(actor, masked(actor, 0xF000)), put(dead, 1)),
            (
                put(
                    actor,
                    joined(masked(actor, 0xF000), joined(Widened(minus(own, damage)), stun << 8)),
                ),
                put(dead, 0),
            ),
        ),
    )
    return program, (
        f"Write a routine that hits an actor. In the word {a} bits 0-5 are the life, bits 6-7 unused, bits 8-11 the stun time, bits 12-15 the kind. The damage {d} is below 64. If it is the life or more, all but the kind becomes 0 and {x} 1. Otherwise the life falls by it, the stun time becomes {stun}, bits 6-7 become 0, the kind stays and {x} becomes 0.",
        f"{a} = kkkk ssss ..llllll, damage {d} < 64: >= l -> word &= $F000, {x} = 1; else l -= damage, s = {stun}, unused 0, {x} = 0. Kind kept.",
        f"l = w & 63; w = byte[{d}] >= l ? w & $F000 : (w & $F000) | ${stun << 8:04X} | l - byte[{d}]; byte[{x}] = byte[{d}] >= l; w = word[{a}], damage below 64.",
        f"My enemies are words ({a}): leftmost digit what they are, second digit how long they are still dazed, and in the low byte six bits of life under two that must be 0. A blow of {d} (up to 63) lands. Who survives it loses so much and is dazed for {stun}; who doesn't keeps nothing but his first digit. {x}: 1 dead, 0 not.",
    )


def face_and_step(draw: Drawer) -> Made:
    state, x, target = draw.variable(8), draw.variable(16), draw.variable(16)
    s, a, t = addresses(state, x, target)
    bit = draw.one(0, 6, 7)
    low = 1 if bit == 0 else 0
    speed = Widened(Field(Read(state), low, 3))
    program = (
        ladder(
            (check(target, ">", x), (lowered(state, bit), more(x, speed))),
            (check(target, "<", x), (raised(state, bit), less(x, speed))),
        ),
    )
    return program, (
        f"Write a routine that lets an actor walk to the word {t}. In its byte {s} bit {bit} means looking left and {bits_told(low, 3)} are the speed. If the target is greater than the x word {a} (unsigned), bit {bit} is cleared and x grows by the speed; if it is less, the bit is set and x falls by the speed; if equal, nothing changes. The other bits of {s} stay; overshooting is allowed.",
        f"x {a}, target {t} (words): t > x: {s} bit {bit} = 0, x += v; t < x: bit {bit} = 1, x -= v; equal: nothing. v = {bits_told(low, 3)} of {s}.",
        f"v = byte[{s}] >> {low} & 7; word[{t}] > word[{a}] ? (bit {bit} of {s} = 0, word[{a}] += v) : word[{t}] < word[{a}] ? (bit {bit} of {s} = 1, word[{a}] -= v) : nothing.",
        f"The dog runs to where the stick fell ({t}); he is at {a}, 16 bits both. He looks where he runs: bit {bit} of his byte {s} is on to the left, off to the right. He makes as many pixels as three other bits of it say ({bits_told(low, 3)}) and may run past. At the stick he stays as he was.",
    )


def merge_two_actors(draw: Drawer) -> Made:
    one, other = draw.variable(16), draw.variable(16)
    a, b = addresses(one, other)
    total = Algorithms(draw).own("total", 16)
    program = (
        when(check(part(one, 12, 4), "!=", part(other, 12, 4)), Stop()),
        put(total, plus(masked(one, 0xFF), masked(other, 0xFF))),
        when(check(total, ">", 0xFF), put(total, 0xFF)),
        put(one, joined(joined(masked(one, 0xFF00), masked(other, 0x0F00)), total)),
        put(other, 0),
    )
    return program, (
        f"Write a routine that merges two units, the words {a} and {b}: bits 12-15 are the kind, bits 8-11 the skills, bits 0-7 the size. If the kinds differ nothing happens. Otherwise the first gets the sum of the sizes, at most 255, and the skills of both; its kind stays. The second becomes 0.",
        f"words {a}, {b} = kkkk ssss nnnnnnnn. Same k: first = k, s1 | s2, min(n1 + n2, 255); second = 0. Different k: return.",
        f"if (a ^ b) & $F000 == 0: a = (a & $FF00) | (b & $0F00) | min((a & 255) + (b & 255), 255); b = 0; a = word[{a}], b = word[{b}].",
        f"Slimes of one kind flow together. A slime is a word: a digit of kind, four skill bits, a byte of mass. When {b} touches {a} and they are of the same kind, {a} has both masses, though never more than a byte can hold, and can whatever either could; {b} is gone, a plain 0. Unlike slimes bounce: nothing changes.",
    )


def act_by_distance_band(draw: Drawer) -> Made:
    gap, state, x = draw.variable(8, signed=True), draw.variable(8), draw.variable(16)
    g, s, a = addresses(gap, state, x)
    near, far = draw.rng.randrange(0x10, 0x30), draw.rng.randrange(0x40, 0x70)
    step = draw.rng.randrange(1, 5)
    size_ = Algorithms(draw).own("distance")
    program = (
        put(size_, Unary("magnitude", Read(gap))),
        ladder(
            (check(size_, "<", near), (changed(state, 0, 2, 3),)),
            (
                check(size_, "<", far),
                (
                    changed(state, 0, 2, 2),
                    If(Bits(Read(gap), 0x80, "any"), (less(x, step),), (more(x, step),)),
                ),
            ),
            otherwise=(changed(state, 0, 2, 0),),
        ),
    )
    return program, (
        f"Write a routine that chooses what an enemy does by the signed byte {g} (hero minus enemy). If its absolute value is below {near}: attack, bits 0-1 of {s} become 3. Else below {far}: approach, they become 2 and the x word {a} rises by {step}, or falls by {step} if {g} is negative. Else: they become 0. Bits 2-7 stay. ($80 has the absolute value 128.)",
        f"d = s8 {g}: |d| < {near}: mode 3; < {far}: mode 2 and x {a} += d < 0 ? -{step} : {step}; else mode 0. Mode = bits 0-1 of {s}, others kept.",
        f"m = |d| < {near} ? 3 : |d| < {far} ? 2 : 0; byte[{s}] = (byte[{s}] & $FC) | m; if m == 2: word[{a}] += d < 0 ? -{step} : {step}; d = (s8)byte[{g}].",
        f"How far is the hero? {g}, a byte, negative when he is to the left. Closer than {near} pixels the wolf bites (3 in the two lowest bits of {s}). From there up to {far} (exclusive) it trots {step} pixels towards him ({a}) and has a 2 there. Beyond that it sleeps: 0. The wolf's other six bits have nothing to do with it.",
    )


def pair_of_hands(draw: Drawer) -> Made:
    hands, item, dropped = draw.variable(16), draw.variable(8, below=128), draw.variable(8)
    h, i, d = addresses(hands, item, dropped)
    program = (
        put(dropped, 0),
        ladder(
            (check(masked(hands, 0x7F), "==", 0), (put(hands, joined(hands, Widened(Read(item)))),)),
            (
                check(masked(hands, 0x7F00), "==", 0),
                (put(hands, joined(hands, lifted(item, 8))),),
            ),
            otherwise=(
                put(dropped, part(hands, 0, 7)),
                put(hands, joined(masked(hands, 0xFF80), Widened(Read(item)))),
            ),
        ),
    )
    return program, (
        f"Write a routine that takes up the item {i} (below 128). The word {h} has the right hand's item in bits 0-6 and the left hand's in bits 8-14, 0 meaning empty. An empty right hand takes it; else an empty left hand; else the right hand's item is dropped (its number to {d}) and replaced. {d} is 0 if nothing was dropped; bits 7 and 15 stay.",
        f"{h}: .lllllll .rrrrrrr, item {i} < 128. r == 0 -> r = item; l == 0 -> l = item; else {d} = r, r = item. {d} = 0 otherwise. Keep bits 7, 15.",
        f"r = w & $7F; l = w >> 8 & $7F; !r ? (r = n, d = 0) : !l ? (l = n, d = 0) : (d = r, r = n); w keeps bits 7 and 15; w = word[{h}], n = byte[{i}] < 128, d -> byte[{d}].",
        f"Two hands, two bytes in {h}: right below, left above, seven bits of item each and a glove bit on top that isn't to change. He grabs {i} (1 to 127, or 0 which is nothing). First choice is a free right hand, then a free left one; with both full he lets go of what's in the right ({d} gets it) and holds the new thing there. If he needn't let go, {d} is 0.",
    )


def child_offset_by_frame(draw: Drawer) -> Made:
    x, y, frame, cx, cy = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(16)
    a, b, f, p, q = addresses(x, y, frame, cx, cy)
    dx, dy = [draw.rng.randrange(-16, 17) for _ in range(4)], [draw.rng.randrange(-16, 17) for _ in range(4)]
    across = replace(draw.table(4), values=tuple(one & 0xFF for one in dx))
    down = replace(draw.table(4), values=tuple(one & 0xFF for one in dy))
    shift = draw.one(2, 3)
    index = Field(Read(frame), shift, 2)
    program = (
        put(cx, plus(x, Widened(Read(at(across, index)), signed=True))),
        put(cy, plus(y, Widened(Read(at(down, index)), signed=True))),
    )
    told_x, told_y = ", ".join(map(str, dx)), ", ".join(map(str, dy))
    return program, (
        f"Write a routine that places a lantern at a walking figure. With i = bits {shift}-{shift + 1} of {f}: the word {p} becomes the word {a} plus entry i of {told_x}; the word {q} becomes the word {b} plus entry i of {told_y} (signed offsets).",
        f"i = {f} >> {shift} & 3; word {p} = x {a} + ({told_x})[i]; word {q} = y {b} + ({told_y})[i].",
        f"word[{p}] = word[{a}] + [{told_x}][byte[{f}] >> {shift} & 3]; word[{q}] = word[{b}] + [{told_y}][byte[{f}] >> {shift} & 3].",
        f"The walk has four pictures ({f} divided by {1 << shift}, modulo 4), and in each the lantern hangs elsewhere: {told_x} pixels to the right of him and {told_y} below him, minus being left and above. He is at {a}, {b}, both 16 bits; the lantern's {p} and {q} are as well.",
    )


def swap_leader_bit(draw: Drawer) -> Made:
    states = draw.array(8, draw.one(3, 4, 6, 8))
    leader, new = draw.variable(8, below=states.length), draw.variable(8, below=states.length)
    s, a, b = addresses(states, leader, new)
    n = states.length
    bit = draw.one(7, 5, 0)
    mask = 0xFF ^ (1 << bit)
    program = (
        when(Bits(Read(at(states, new)), 0x40 if bit != 6 else 0x20, "any"), Stop()),
        put(at(states, leader), masked(at(states, leader), mask)),
        put(at(states, new), joined(at(states, new), 1 << bit)),
        put(leader, new),
    )
    return program, (
        f"Write a routine that makes member {b} of a party the leader. States are {n} bytes at {s}; bit {bit} marks the leader, bit 6 one who is down; {a} is the leader's number (both numbers are below {n}). If the new one is down, nothing happens. Otherwise the old leader's bit is cleared, the new one's set, and {a} becomes the new number.",
        f"leader {a} -> {b} (< {n}), unless byte {s}[{b}] has bit 6: clear bit {bit} of {s}[{a}], set bit {bit} of {s}[{b}], {a} = {b}.",
        f"if !(s[n] & $40): s[l] &= ${mask:02X}; s[n] |= ${1 << bit:02X}; l = n; s bytes {s}, l = byte[{a}], n = byte[{b}], both below {n}.",
        f"Who walks in front? Each of the {n} members has a byte from {s} on, in which bit {bit} is worn by the leader alone and bit 6 by the unconscious. The player wants {b} instead of {a} (numbers from 0). An unconscious one can't; a fit one takes the bit over, and {a} has to name him. It may be the same man as before.",
    )


def score_of_defeat(draw: Drawer) -> Made:
    actor, chain, score = draw.variable(8), draw.variable(8), draw.variable(16)
    a, c, s = addresses(actor, chain, score)
    points = draw.table(8, 16)
    points = replace(points, values=tuple(draw.rng.sample(range(10, 900, 10), 8)))
    own = Algorithms(draw).own("gain", 16)
    program = (
        put(own, at(points, part(actor, 2, 3))),
        ladder(
            (check(chain, ">=", 8), (put(own, Shifted(Read(own), "left", 2)),)),
            (check(chain, ">=", 4), (put(own, Shifted(Read(own), "left", 1)),)),
        ),
        more(score, own),
        when(check(score, "<", own), put(score, 0xFFFF)),
        more(chain),
    )
    told = ", ".join(map(str, points.values))
    return program, (
        f"Write a routine that scores a defeated enemy. Its class is bits 2-4 of {a} and worth {told} points for class 0 to 7. With a chain {c} of 8 or more the points are quadrupled, with 4 to 7 doubled. They are added to the score word {s}, which stops at 65535, and the chain rises by 1 (wrapping).",
        f"p = ({told})[{a} >> 2 & 7]; chain {c} >= 8: p * 4; >= 4: p * 2. word {s} = min({s} + p, $FFFF); ++{c}.",
        f"p = [{told}][byte[{a}] >> 2 & 7] * (byte[{c}] >= 8 ? 4 : byte[{c}] >= 4 ? 2 : 1); word[{s}] = min(word[{s}] + p, 65535); byte[{c}] += 1.",
        f"Enemies come in eight classes, which three bits of their byte tell (bits 2, 3, 4 of {a}), and bring {told} points. Whoever has a chain ({c}) of four gets twice that, of eight four times, never both. The score {s} is two bytes and stays at its maximum. The chain is one longer now.",
    )


def formation_slot_place(draw: Drawer) -> Made:
    slot, base_x, base_y, x, y = (
        draw.variable(8),
        draw.variable(16),
        draw.variable(16),
        draw.variable(16),
        draw.variable(16),
    )
    s, a, b, p, q = addresses(slot, base_x, base_y, x, y)
    gap_x, gap_y = draw.one(8, 16, 32), draw.one(8, 16, 32)
    sx, sy = gap_x.bit_length() - 1, gap_y.bit_length() - 1
    own = Algorithms(draw).own("offset", 16)
    program = (
        put(own, lifted(Field(Read(slot), 0, 3), sx)),
        If(Bits(Read(slot), 0x80, "any"), (put(x, minus(base_x, own)),), (put(x, plus(base_x, own)),)),
        put(y, plus(base_y, lifted(Field(Read(slot), 3, 2), sy))),
    )
    return program, (
        f"Write a routine that finds a fighter's place in a formation. In {s} bits 0-2 are the column, bits 3-4 the row, bit 7 the left wing. The word {p} becomes the word {a} plus {gap_x} times the column, or minus it on the left wing; the word {q} becomes the word {b} plus {gap_y} times the row.",
        f"{s} = l..rrccc: x {p} = {a} + (l ? -1 : 1) * c * {gap_x}; y {q} = {b} + r * {gap_y}; words.",
        f"o = (byte[{s}] & 7) * {gap_x}; word[{p}] = byte[{s}] & $80 ? word[{a}] - o : word[{a}] + o; word[{q}] = word[{b}] + (byte[{s}] >> 3 & 3) * {gap_y}.",
        f"The squadron flies around its leader at {a}, {b}. A pilot's byte {s} says in three bits how many columns of {gap_x} pixels he is out, to the right, or with the top bit to the left, and in the next two bits how many rows of {gap_y} behind, which is further down. Where must he be? 16 bits each, {p} and {q}.",
    )


RECIPES = (
    spawn_from_word,
    hit_reaction_fields,
    face_and_step,
    merge_two_actors,
    act_by_distance_band,
    pair_of_hands,
    child_offset_by_frame,
    swap_leader_bit,
    score_of_defeat,
    formation_slot_place,
)
