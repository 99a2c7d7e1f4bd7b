"""Routines that give several results at once: a value and a flag in the carry, a count and a place, what was done and what is left."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Half,
    Here,
    If,
    Number,
    Position,
    Product,
    Quotient,
    Read,
    Report,
    Unary,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    ladder,
    part,
    together,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import at, check, either, less, masked, minus, more, plus, put, when

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def boxes_rounded_up(draw: Drawer) -> Made:
    amount, boxes, free = draw.variable(16), draw.variable(16), draw.variable(8)
    a, b, r = addresses(amount, boxes, free)
    per = draw.one(6, 10, 12, 20, 24, 48, 99)
    rest = Algorithms(draw).own("rest")
    program = (
        put(boxes, Quotient(Read(amount), Number(per))),
        put(rest, Half(Quotient(Read(amount), Number(per), remainder=True), False)),
        put(free, 0),
        when(check(rest, "!=", 0), more(boxes), put(free, minus(per, rest))),
        Report(check(free, "==", 0)),
    )
    return program, (
        f"Write a routine that packs the word {a} into boxes of {per}, the last of which may stay partly empty: the number of boxes needed goes to the word {b}, the free places in the last one to the byte {r} (0 if it is full, and also for no boxes at all); the carry is set if no place is free, else clear.",
        f"word {b} = ceil(word {a} / {per}); byte {r} = {b} * {per} - {a}; C = nothing free.",
        f"n = word[{a}]; word[{b}] = (n + {per - 1}) / {per} (exact sum); byte[{r}] = word[{b}] * {per} - n; carry = byte[{r}] == 0.",
        f"{a} eggs (16 bits) go into cartons of {per}. I want to know how many cartons I must take ({b}, two bytes), how many holes remain in the last ({r}, one byte), and in the carry whether it came out even: set for yes.",
    )


def take_up_to(draw: Drawer) -> Made:
    stock, wanted, given = draw.variable(8), draw.variable(8), draw.variable(8)
    s, w, g = addresses(stock, wanted, given)
    program = (
        put(given, Binary("min", Read(stock), Read(wanted))),
        less(stock, given),
        less(wanted, given),
        Report(check(wanted, "==", 0)),
    )
    return program, (
        f"Write a routine that serves a demand from a stock: as much as there is of {s}, but not more than {w}, is given out: that number goes to {g} and is taken from both. Carry set if the demand is then 0 (fully served), else clear.",
        f"given {g} = min(stock {s}, wanted {w}); both -= given; C = nothing wanted any more?",
        f"g = min(byte[{s}], byte[{w}]); byte[{g}] = g; byte[{s}] -= g; byte[{w}] -= g; carry = byte[{w}] == 0.",
        f"The quartermaster hands out arrows: {w} are asked for, {s} are there. He gives what he can. Afterwards {g} holds how many changed hands, {s} how many he still has, {w} how many are still owed, and the carry is set when none is.",
    )


def find_and_report_count(draw: Drawer) -> Made:
    slots, kind = draw.array(8, draw.one(6, 8, 10, 12)), draw.variable(8, below=16)
    first, count = draw.variable(8), draw.variable(8)
    s, k, f, c = addresses(slots, kind, first, count)
    n = slots.length
    same = check(masked(Here(slots), 0x0F), "==", kind)
    program = (
        put(first, Position(slots, same, 0xFF)),
        put(count, Count(slots, same)),
        Report(check(count, ">=", 2)),
    )
    return program, (
        f"Write a routine that looks for a kind among {n} slot bytes at {s}. A slot's kind is its low nibble; the wanted one is {k} (below 16). {f} becomes the index of the first such slot ($FF if there is none), {c} their number, and the carry is set if there are two or more.",
        f"{n} bytes {s}, match (b & 15) == byte {k} (<16): first index -> {f} ($FF none), how many -> {c}, C = at least 2.",
        f"m = [i for i < {n} if (s[i] & 15) == byte[{k}]]; byte[{f}] = m[0] or $FF if empty; byte[{c}] = len(m); carry = len(m) >= 2; s = bytes at {s}.",
        f"Where is the first enemy of kind {k} (0 to 15), how many of them are there, and are there several? Kinds are the lower halves of the {n} bytes from {s}. Place (or $FF) to {f}, number to {c}, and several means carry set.",
    )


def clamp_and_tell_side(draw: Drawer) -> Made:
    value_, side = draw.variable(16), draw.variable(8)
    v, s = addresses(value_, side)
    low = draw.rng.randrange(100, 9000)
    high = low + draw.rng.randrange(500, 30000)
    a, b, c = draw.rng.sample((0, 1, 2, 0x80, 0xFF, 0x40), 3)
    program = (
        ladder(
            (check(value_, "<", low), (put(value_, low), put(side, a))),
            (check(value_, ">", high), (put(value_, high), put(side, b))),
            otherwise=(put(side, c),),
        ),
    )
    return program, (
        f"Write a routine that keeps the word {v} within {low} and {high} and says in {s} what it had to do: ${a:02X} if it was below and became {low}, ${b:02X} if it was above and became {high}, ${c:02X} if it was inside and stays.",
        f"clamp word {v} to {low}..{high}; byte {s} = ${a:02X} raised, ${b:02X} lowered, ${c:02X} untouched. Unsigned.",
        f"v = word[{v}]; (v, s) = v < {low} ? ({low}, ${a:02X}) : v > {high} ? ({high}, ${b:02X}) : (v, ${c:02X}); word[{v}] = v; byte[{s}] = s.",
        f"The lift runs between {low} and {high}; its height is {v}, 16 bits, no sign. Bring it back if it has got out of there, and leave in {s} a ${a:02X} when it was too low, a ${b:02X} when too high, and a ${c:02X} when all was well.",
    )


def worst_and_sum(draw: Drawer) -> Made:
    party = draw.array(8, draw.one(3, 4, 5, 6))
    weakest, total, danger = draw.variable(8), draw.variable(16), draw.variable(8)
    p, w, t, d = addresses(party, weakest, total, danger)
    n, limit = party.length, draw.rng.randrange(10, 80)
    program = (
        put(weakest, 0xFF),
        put(total, 0),
        put(danger, 0),
        Each(
            (party,),
            (
                put(weakest, Binary("min", Read(weakest), Read(Here(party)))),
                put(total, plus(total, Widened(Read(Here(party))))),
                when(check(Here(party), "<", limit), more(danger)),
            ),
        ),
    )
    return program, (
        f"Write a routine that sums up a party of {n}, health bytes at {p}: the lowest health goes to {w}, the sum of all to the word {t}, the number of those below {limit} to {d}.",
        f"{n} bytes {p}: min -> {w}, 16-bit sum -> {t}, count(< {limit}) -> {d}.",
        f"byte[{w}] = min(h); word[{t}] = sum(h); byte[{d}] = #(h[i] < {limit}); h = {n} bytes at {p}.",
        f"The status page shows three things about the {n} heroes, whose health is in bytes from {p}: how badly off the weakest is ({w}), how much they have together ({t}, which needs two bytes), and how many are in the red, meaning under {limit} ({d}).",
    )


def unpack_and_validate(draw: Drawer) -> Made:
    word, x, y = draw.variable(16), draw.variable(8), draw.variable(8)
    w, a, b = addresses(word, x, y)
    width, height = draw.rng.randrange(40, 60), draw.rng.randrange(20, 30)
    program = (
        put(x, part(word, 0, 6)),
        put(y, part(word, 6, 5)),
        Report(Both(check(x, "<", width), check(y, "<", height))),
    )
    return program, (
        f"Write a routine that splits the place word {w} into column (bits 0-5, to {a}) and row (bits 6-10, to {b}), and sets the carry if the column is below {width} and the row below {height}, otherwise clears it.",
        f"{w}: .....rrr rrcccccc -> c to {a}, r to {b}; C = c < {width} && r < {height}.",
        f"byte[{a}] = word[{w}] & 63; byte[{b}] = word[{w}] >> 6 & 31; carry = byte[{a}] < {width} && byte[{b}] < {height}.",
        f"My maps are {width} by {height} cells. A place is stored as a word: six bits of column at the bottom, then five of row. Take {w} apart into {a} and {b}, and answer in the carry whether that cell is on the map at all (set) or beyond its edge (clear).",
    )


def swap_if_better_with_gain(draw: Drawer) -> Made:
    best, new, gain = draw.variable(16), draw.variable(16), draw.variable(16)
    b, n, g = addresses(best, new, gain)
    lower = draw.maybe(0.5)
    better = check(new, "<", best) if lower else check(new, ">", best)
    flag = draw.variable(8)
    f = flag.address
    program = (
        put(gain, Binary("distance", Read(new), Read(best))),
        If(better, (put(best, new), put(flag, 1)), (put(flag, 0),)),
    )
    word = "less" if lower else "more"
    sign = "<" if lower else ">"
    return program, (
        f"Write a routine that checks a record: the word {g} becomes how far apart the words {n} (new) and {b} (best) are (unsigned). If the new one is {word}, it replaces the best and {f} becomes 1; else {f} becomes 0.",
        f"gap word {g} = |{n} - {b}|; new {n} {sign} best {b}: best = new, {f} = 1; otherwise {f} = 0. Unsigned words.",
        f"word[{g}] = abs(word[{n}] - word[{b}]); byte[{f}] = word[{n}] {sign} word[{b}]; if byte[{f}]: word[{b}] = word[{n}].",
        f"After the run I show by how much it missed or beat the record ({g}, in two bytes, without a sign). {'Lower' if lower else 'Higher'} is better: if the run {n} is {word} than the record {b}, it becomes the record and {f} gets 1. A run that isn't, an equal one included, gives 0 there.",
    )


def digits_and_blank_flag(draw: Drawer) -> Made:
    number, hundreds, tens, ones = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    n, h, t, o = addresses(number, hundreds, tens, ones)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, number),
        put(hundreds, 0),
        While(check(rest, ">=", 100), (less(rest, 100), more(hundreds))),
        put(tens, 0),
        While(check(rest, ">=", 10), (less(rest, 10), more(tens))),
        put(ones, rest),
        Report(check(hundreds, "==", 0)),
    )
    return program, (
        f"Write a routine that splits the byte {n} into decimal digits: hundreds to {h}, tens to {t}, ones to {o} (as numbers 0 to 9). The carry is set if the hundreds are 0.",
        f"3 digits of byte {n} -> {h}, {t}, {o}; C = leading digit is zero.",
        f"byte[{h}] = byte[{n}] / 100; byte[{t}] = byte[{n}] / 10 % 10; byte[{o}] = byte[{n}] % 10; carry = byte[{h}] == 0.",
        f"A counter from 0 to 255 ({n}) is to be printed with three tiles. Put its digits, as plain numbers, to {h}, {t}, {o} from left to right. When the first is a nought I leave its place empty, so tell me by the carry: set then, clear otherwise.",
    )


def slope_step_results(draw: Drawer) -> Made:
    x, y, steep, turned = (
        draw.variable(8, signed=True),
        draw.variable(8, signed=True),
        draw.variable(8),
        draw.variable(8),
    )
    a, b, s, t = addresses(x, y, steep, turned)
    own = Algorithms(draw).own
    p, q = own("width"), own("height")
    program = (
        put(p, Unary("magnitude", Read(x))),
        put(q, Unary("magnitude", Read(y))),
        put(steep, either(check(q, ">", p), 1, 0)),
        put(turned, Binary("max", Read(p), Read(q))),
    )
    return program, (
        f"Write a routine that prepares a line by its signed byte steps {a} (across) and {b} (down): {s} becomes 1 if the absolute value of {b} is greater than that of {a}, else 0; {t} becomes the greater of the two absolute values (of -128: 128).",
        f"dx {a}, dy {b} (s8): {s} = |dy| > |dx|, {t} = max(|dx|, |dy|) unsigned.",
        f"p = abs((s8)byte[{a}]); q = abs((s8)byte[{b}]); byte[{s}] = q > p; byte[{t}] = max(p, q).",
        f"How many steps does a shot's line take, and does it run more up and down than sideways? It goes {a} to the right and {b} down, either of which may be negative (signed bytes). The number of steps is the longer of both ways, {t}; 1 in {s} says the longer one is the vertical one, strictly, and 0 that it isn't.",
    )


def ring_put_with_loss(draw: Drawer) -> Made:
    ring = draw.array(8, draw.one(4, 8, 16))
    head, used, new, lost = (
        draw.variable(8, below=ring.length),
        draw.variable(8, below=ring.length + 1),
        draw.variable(8),
        draw.variable(8),
    )
    r, h, u, n, l_ = addresses(ring, head, used, new, lost)
    size_ = ring.length
    program = (
        put(lost, at(ring, head)),
        put(at(ring, head), new),
        put(head, masked(plus(head, 1), size_ - 1)),
        If(check(used, "<", size_), (more(used), put(lost, 0))),
    )
    return program, (
        f"Write a routine that enters the byte {n} into a ring of {size_} bytes at {r}, at the index {h} (below {size_}), which then advances, 0 following {size_ - 1}. The fill count {u} (at most {size_}) rises by 1 if it was below {size_}, and then {l_} becomes 0; if the ring was full, {l_} becomes the byte that was overwritten.",
        f"ring {r}[{size_}], head {h}: store {n}, head = (head + 1) % {size_}; used {u} < {size_}: ++used, {l_} = 0; full: {l_} = old byte.",
        f"old = ring[h]; ring[h] = byte[{n}]; h = (h + 1) & {size_ - 1}; if used < {size_}: ++used, lost = 0 else lost = old; ring {r}, h {h}, used {u}, lost {l_}.",
        f"The last {size_} noises are kept in a circle of bytes ({r}); the next place is {h} and {u} of them are in use. Write the new one, {n}, there and move on (after place {size_ - 1} comes 0 again). As long as places are unused one more is used, and {l_} is 0; later on the noise that had to make room is reported in {l_}.",
    )


def wave_result_word(draw: Drawer) -> Made:
    alive = draw.array(8, draw.one(6, 8, 10))
    result = draw.variable(8)
    a, r = addresses(alive, result)
    n = alive.length
    own = Algorithms(draw).own
    living, boss = own("living"), own("leaders")
    program = (
        put(living, Count(alive, check(Here(alive), "!=", 0))),
        put(boss, Count(alive, Bits(Read(Here(alive)), 0x80, "any"))),
        put(result, together(8, (boss, 4), (living, 0))),
        Report(check(boss, "<", n // 2)),
    )
    return program, (
        f"Write a routine that reports on {n} enemy bytes at {a}: the low nibble of {r} becomes how many of them aren't 0 (alive), the high nibble how many have bit 7 set (leaders). Carry set if there are fewer than {n // 2} leaders.",
        f"{n} bytes {a}: {r} = leaders << 4 | alive (alive: != 0; leader: bit 7). C = leaders < {n // 2}.",
        f"l = #(e[i] & $80); byte[{r}] = l << 4 | #(e[i] != 0); carry = l < {n // 2}; e = {n} bytes at {a}.",
        f"One byte, {r}, tells the director about the wave: right digit, how many of the {n} enemies (states from {a}, 0 is dead) still live; left digit, how many of them lead (top bit of the state). And with less than {n // 2} leaders the carry says it's time for the next wave (set).",
    )


def fuel_used_and_range(draw: Drawer) -> Made:
    fuel, distance, used, stranded = draw.variable(16), draw.variable(8), draw.variable(16), draw.variable(8)
    f, d, u, s = addresses(fuel, distance, used, stranded)
    rate = draw.one(3, 5, 6, 10, 12)
    program = (
        put(used, Product(Read(distance), Number(rate))),
        If(
            check(used, "<=", fuel),
            (less(fuel, used), put(stranded, 0)),
            (put(used, fuel), put(fuel, 0), put(stranded, 1)),
        ),
    )
    return program, (
        f"Write a routine for a flight of {d} miles (byte) at {rate} units of fuel a mile. If the fuel word {f} suffices, it falls by what is needed, which goes to the word {u}, and {s} becomes 0. If not, all the fuel is used: {u} becomes what was there, the fuel 0, and {s} 1.",
        f"need = {rate} * byte {d}; need <= fuel word {f}: fuel -= need, used word {u} = need, {s} = 0; else used = fuel, fuel = 0, {s} = 1.",
        f"n = byte[{d}] * {rate}; u = min(n, word[{f}]); byte[{s}] = n > word[{f}]; word[{f}] -= u; word[{u}] = u.",
        f"Each mile costs {rate} units. The pilot wants to go {d} miles (up to 255) on {f} units (16 bits). Take off what he uses and note it in {u}, two bytes. When it isn't enough he burns everything he has and comes down on the way: 1 in {s}, where otherwise 0 is.",
    )


RECIPES = (
    boxes_rounded_up,
    take_up_to,
    find_and_report_count,
    clamp_and_tell_side,
    worst_and_sum,
    unpack_and_validate,
    swap_if_better_with_gain,
    digits_and_blank_flag,
    slope_step_results,
    ring_put_with_loss,
    wave_result_word,
    fuel_used_and_range,
)
