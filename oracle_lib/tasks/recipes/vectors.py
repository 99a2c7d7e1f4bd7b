"""Vectors: products, place by place, gathering, scattering, ramps, patterns, cutting, stretching."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Each,
    Expression,
    Extreme,
    Fill,
    Here,
    Index,
    Number,
    Product,
    Read,
    Saturating,
    Set,
    Shifted,
    Swap,
    While,
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
    more,
    plus,
    put,
    size,
    toggled,
    when,
    where,
)

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def dot_product(draw: Drawer) -> Made:
    one, other = draw.one(draw.slots, draw.records)(8, 8)
    result = draw.variable(16)
    program = (put(result, 0), Each((one, other), (more(result, Product(Read(Here(one)), Read(Here(other)))),)))
    return program, (
        f"Write a routine that computes the scalar product of two vectors, the {where(one)} and the {where(other)}: products of entries in the same place, added up modulo 65536, to the word {result.address}.",
        f"How do I do a dot product of unsigned bytes? a: {where(one)}; b: {where(other)}; 16-bit wrapping sum at {result.address}.",
        f"word[{result.address}] = sum(a[i] * b[i] for i < {one.length}) & $FFFF; a: {where(one)}; b: {where(other)}.",
        f"Prices of {one.length} wares are the {where(one)}, amounts on the bill the {where(other)}. What does the whole bill come to? Two bytes, overflow ignored, {result.address}.",
    )


def lists_equal(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(2, 2, 3))
    other, answer = draw.array(8, one.length), draw.variable(8)
    gap = Algorithms(draw).own("gap")
    mask = draw.one(0x0F, 0x07, 0x03)
    program = (
        put(gap, 0),
        Each((one, other), (put(gap, joined(gap, toggled(Here(one), Here(other)))),)),
        put(answer, either(check(masked(gap, mask), "==", 0), 1, 0)),
    )
    bits = mask.bit_length()
    return program, (
        f"Write a routine that compares the {where(one)} with the {where(other)}, but only the low {bits} bits of each: {answer.address} = 1 if all agree in them, else 0.",
        f"How do I test two byte lists for equality under the mask ${mask:02X}? {one.length} bytes at {one.address}, {other.length} at {other.address}; 1/0 to {answer.address}.",
        f"byte[{answer.address}] = all((a[i] ^ b[i]) & ${mask:02X} == 0 for i < {one.length}) ? 1 : 0; a = bytes at {one.address}, b = bytes at {other.address}.",
        f"The {one.length} dials of a lock are at {one.address}, the right positions at {other.address}, bytes of which the upper {8 - bits} bits are decoration. Is the lock open? 1 or 0 to {answer.address}.",
    )


def element_wise(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    one, other = draw.one(draw.slots, draw.records)(width, width)
    kind = draw.one("min", "max", "average", "distance")
    made = Binary(kind, Read(Here(one)), Read(Here(other)))
    words = {
        "min": ("the smaller of the two", "min(a[i], b[i])"),
        "max": ("the larger of the two", "max(a[i], b[i])"),
        "average": ("half of their sum, rounded down and without overflow", "(a[i] + b[i]) / 2"),
        "distance": ("their absolute difference", "|a[i] - b[i]|"),
    }
    what, formula = words[kind]
    return (Each((one, other), (put(Here(one), made),)),), (
        f"Write a routine that combines two lists place by place: each of the {where(one)} becomes, with the one in the same place of the {where(other)}, {what} (unsigned).",
        f"How do I apply {kind} to two arrays element by element? a: {where(one)}; b: {where(other)}; a[i] = {formula}, unsigned.",
        f"for i < {one.length}: a[i] = {formula}; a: {where(one)}; b: {where(other)}.",
        f"Two painters each gave {one.length} numbers, the {where(one)} and the {where(other)}. The final picture takes for every place {what}. It replaces the first painter's.",
    )


def add_with_limit(draw: Drawer) -> Made:
    one, other = draw.one(draw.slots, draw.records)(8, 8)
    down = draw.maybe(0.5)
    bound = draw.one(0, 0, 10) if down else draw.one(255, 200, 99)
    made = Saturating("subtract" if down else "add", Read(Here(one)), Read(Here(other)), bound)
    verb, end, sign = ("subtracts", f"not below {bound}", "-") if down else ("adds", f"not above {bound}", "+")
    func = "max" if down else "min"
    return (Each((one, other), (put(Here(one), made),)),), (
        f"Write a routine that {verb} lists with a limit: each of the {where(other)} is {'taken from' if down else 'added to'} the one in the same place of the {where(one)}, with a result {end} (those that were {'below' if down else 'above'} it already end there too).",
        f"How do I {verb[:-1]} two byte vectors with saturation at {bound}? a: {where(one)}; b: {where(other)}; a[i] = {func}(a[i] {sign} b[i], {bound}), exact {'difference' if down else 'sum'}.",
        f"for i < {one.length}: a[i] = {func}({bound}, a[i] {sign} b[i]); no wrap; a: {where(one)}; b: {where(other)}.",
        f"{one.length} fighters have strength in the {where(one)} and each {'is hurt' if down else 'is healed'} by the number in his place of the {where(other)}. Nobody {'gets below' if down else 'gets above'} {bound}.",
    )


def gather_by_index(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    source = draw.array(8, length)
    order = draw.array(8, draw.one(4, 6, 8, 10))
    target = draw.array(8, order.length)
    step = put(Here(target), at(source, masked(Here(order), length - 1)))
    return (Each((order, target), (step,)),), (
        f"Write a routine that picks elements by number: for each of the {where(order)}, of which only the low {length.bit_length() - 1} bits count, the byte with that number of the {length} bytes at {source.address} goes to the same place of the list at {target.address}.",
        f"How do I gather with an index list? src: {where(source)}; idx: {where(order)}, & {length - 1}; dst: {order.length} bytes at {target.address}. dst[i] = src[idx[i] & {length - 1}].",
        f"for i < {order.length}: d[i] = s[x[i] & {length - 1}]; s = bytes at {source.address}, x = bytes at {order.address}, d = bytes at {target.address}.",
        f"The orchestra has {length} tunes, one byte each, from {source.address}. Tonight's programme lists {order.length} tune numbers at {order.address} (use their lowest {length.bit_length() - 1} bits). Write out the tunes themselves in that order at {target.address}.",
    )


def scatter_by_index(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    places = draw.array(8, draw.one(4, 6, 8))
    values = draw.array(8, places.length)
    target = draw.array(8, length)
    add = draw.maybe(0.4)
    spot = at(target, masked(Here(places), length - 1))
    step = put(spot, plus(spot, Here(values)) if add else Read(Here(values)))
    program = (Each((places, values), (step,)),)
    verb = "is added to (modulo 256)" if add else "is written over"
    return program, (
        f"Write a routine that distributes values: each of the {where(values)} {verb} that one of the {length} bytes at {target.address} whose number is in the low {length.bit_length() - 1} bits of the byte in the same place of the {where(places)}; first to last.",
        f"How do I scatter{'-add' if add else ''} by an index list? value: {where(values)}; idx: {where(places)}, & {length - 1}; dst: {length} bytes at {target.address}; dst[idx[i]] {'+=' if add else '='} value[i], in order, so {'repeated indices add up' if add else 'the last one wins'}.",
        f"for i = 0..{places.length - 1}: t[x[i] & {length - 1}] {'+=' if add else '='} v[i]; t = bytes at {target.address}, x = bytes at {places.address}, v = bytes at {values.address}.",
        f"{places.length} letters are to be sorted into {length} pigeonholes ({target.address}, a byte each). Letter i is the byte {values.address} + i and its hole the lowest {length.bit_length() - 1} bits of {places.address} + i. Its value {'joins what is in there (sum, one byte)' if add else 'replaces what is in there'}, one letter after the other.",
    )


def count_up_fill(draw: Drawer) -> Made:
    ramp = draw.array(draw.one(8, 16), draw.one(4, 6, 8, 10, 16, 20))
    start, step = draw.variable(ramp.width), draw.variable(ramp.width)
    level = Algorithms(draw).own("level", ramp.width)
    program = (put(level, start), Each((ramp,), (put(Here(ramp), level), more(level, step))))
    return program, (
        f"Write a routine that fills the {where(ramp)} with an arithmetic series: the first becomes the {size(start)} {start.address}, each further one is larger by the {size(step)} {step.address} (modulo {1 << ramp.width}).",
        f"How do I generate a ramp? {where(ramp)}; first value {start.address}, increment {step.address}, both {size(start)}s, wrapping.",
        f"for i < {ramp.length}: a[i] = {size(start)}[{start.address}] + i * {size(step)}[{step.address}] (mod {1 << ramp.width}); a: {where(ramp)}.",
        f"Fence posts: the first stands at {start.address}, then one every {step.address} ({size(start)}s that wrap). Write the places of {ramp.length} posts from {ramp.address}, {size(start)}s.",
    )


def repeat_pattern(draw: Drawer) -> Made:
    pattern = draw.array(8, draw.one(2, 3, 4, 5))
    target = draw.array(8, pattern.length * draw.one(2, 3, 4))
    phase = draw.variable(8, below=pattern.length)
    spot = Algorithms(draw).own("spot")
    program = (
        put(spot, phase),
        Each(
            (target,),
            (
                put(Here(target), at(pattern, spot)),
                more(spot),
                when(check(spot, "==", pattern.length), put(spot, 0)),
            ),
        ),
    )
    return program, (
        f"Write a routine that fills the {where(target)} with the {pattern.length}-byte pattern at {pattern.address}, again and again, beginning with its element byte[{phase.address}] (below {pattern.length}).",
        f"How do I tile a pattern over a line with a phase? Pattern: {where(pattern)}; line: {where(target)}; line[i] = pattern[(phase + i) % {pattern.length}], phase {phase.address} < {pattern.length}.",
        f"for i < {target.length}: t[i] = p[(byte[{phase.address}] + i) % {pattern.length}]; t = bytes at {target.address}, p = bytes at {pattern.address}, phase < {pattern.length}.",
        f"A frieze of {pattern.length} stones ({pattern.address}) runs along a wall of {target.length} places ({target.address}). The first stone to be set is number {phase.address} of the pattern (from 0, always one of them), and so on round the pattern.",
    )


def swap_halves(draw: Drawer) -> Made:
    half = draw.one(2, 3, 4, 5, 6, 8)
    width = draw.one(8, 8, 16)
    deck = draw.array(width, 2 * half)
    own = Algorithms(draw).own
    spot = own("spot")
    program = (
        put(spot, 0),
        While(
            check(spot, "<", half),
            (Swap(at(deck, spot), at(deck, plus(spot, half))), more(spot)),
        ),
    )
    return program, (
        f"Write a routine that exchanges the first and the second half of the {where(deck)}; the order inside each half stays.",
        f"How do I rotate an array by half of its length? {where(deck)}: swap a[i] and a[i + {half}].",
        f"for i < {half}: swap a[i], a[i + {half}]; a: {where(deck)}.",
        f"Cut the cards: the deck has {2 * half} ({where(deck)}), the upper {half} go below the lower {half} without being mixed.",
    )


def riffle(draw: Drawer) -> Made:
    half = draw.one(2, 3, 4, 5, 6, 8)
    deck, made = draw.array(8, 2 * half), draw.array(8, 2 * half)
    out = draw.maybe(0.5)
    own = Algorithms(draw).own
    spot, place = own("spot"), own("place")
    first, second = (0, half) if out else (half, 0)
    program = (
        put(spot, 0),
        put(place, 0),
        While(
            check(spot, "<", half),
            (
                put(at(made, place), at(deck, plus(spot, first) if first else spot)),
                put(at(made, plus(place, 1)), at(deck, plus(spot, second) if second else spot)),
                more(place, 2),
                more(spot),
            ),
        ),
    )
    who = "first" if out else "second"
    return program, (
        f"Write a routine that shuffles like a riffle: the {where(deck)} are cut in the middle and the halves merged by turns into the {2 * half} bytes at {made.address}, a card of the {who} half on top (first).",
        f"How do I do a perfect {'out' if out else 'in'}-shuffle? Deck: {where(deck)}; result: bytes at {made.address}: {'a[0], a[' + str(half) + '], a[1]' if out else 'a[' + str(half) + '], a[0], a[' + str(half + 1) + ']'}, ...",
        f"for i < {half}: b[2i] = a[i{'' if out else f' + {half}'}]; b[2i + 1] = a[i{f' + {half}' if out else ''}]; a = bytes at {deck.address}, b = bytes at {made.address}.",
        f"Two columns of {half} soldiers, the first half and the second half of the {where(deck)}, march through a gate in turn, the {who} column's man leading. The order behind the gate is to be written to {made.address}.",
    )


def subtract_least(draw: Drawer) -> Made:
    values = draw.array(draw.one(8, 16), draw.one(4, 5, 6, 8, 10))
    least = draw.variable(values.width)
    program = (
        Set(least, Extreme("min", values)),
        Each((values,), (less(Here(values), least),)),
    )
    return program, (
        f"Write a routine that normalizes the {where(values)}: the smallest (unsigned) goes to the {size(least)} {least.address} and is subtracted from all.",
        f"How do I shift a list so that its minimum becomes 0? {where(values)}, in place; old minimum to {least.address} ({size(least)}).",
        f"m = min(a); a[i] -= m for all i; {size(least)}[{least.address}] = m; a: {where(values)}, unsigned.",
        f"Lower all {values.length} platforms ({where(values)}) by the same amount so that the lowest touches the ground, 0. By how much is to be kept in {least.address}, a {size(least)}.",
    )


def invert_order(draw: Drawer) -> Made:
    length = draw.one(4, 8, 16)
    order, inverse = draw.array(8, length), draw.array(8, length)
    program = (
        Fill(inverse, Number(0xFF)),
        Each((order,), (put(at(inverse, masked(Here(order), length - 1)), Index()),)),
    )
    return program, (
        f"Write a routine that inverts an index list: set the {length} bytes at {inverse.address} to $FF, then for i = 0 to {length - 1} write i to the one whose number is in the low {length.bit_length() - 1} bits of byte i of the {where(order)} (later ones overwrite).",
        f"How do I get the inverse of a permutation, also if it is damaged? p: {where(order)}, & {length - 1}; q: {length} bytes at {inverse.address}, first all $FF; q[p[i]] = i, ascending i.",
        f"q[0..{length - 1}] = $FF; for i = 0..{length - 1}: q[p[i] & {length - 1}] = i; p = bytes at {order.address}, q = bytes at {inverse.address}.",
        f"Seat list and guest list: byte i at {order.address} tells the seat of guest i (lowest {length.bit_length() - 1} bits, {length} guests and seats). I need the other way: who sits on each seat, from {inverse.address}, $FF for nobody; when two claim a seat, the guest with the higher number has it.",
    )


def threshold_all(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    gray = draw.array(width)
    limit = draw.variable(width)
    low, high = draw.one((0, 1), (0, (1 << width) - 1), (1, 0))
    made = either(check(Here(gray), ">=", limit), Number(high, width), Number(low, width))
    digits = width // 4
    return (Each((gray,), (put(Here(gray), made),)),), (
        f"Write a routine that makes the {where(gray)} two-valued: those that are at least the {size(limit)} {limit.address} become ${high:0{digits}X}, the others ${low:0{digits}X} (unsigned).",
        f"How do I apply a variable threshold? {where(gray)}; limit {limit.address}; a[i] >= limit ? ${high:0{digits}X} : ${low:0{digits}X}, in place.",
        f"for i < {gray.length}: a[i] = a[i] >= {size(limit)}[{limit.address}] ? ${high:X} : ${low:X}; a: {where(gray)}.",
        f"A height map of {gray.length} points ({where(gray)}) is flooded up to {limit.address} ({size(limit)}). Replace each height by ${high:0{digits}X} where it reaches the water line or more, by ${low:0{digits}X} below it.",
    )


def stretch_twice(draw: Drawer) -> Made:
    short = draw.array(8, draw.one(3, 4, 5, 6, 8, 10))
    long_ = draw.array(8, 2 * short.length)
    place = Algorithms(draw).own("place")
    smooth = draw.maybe(0.3)
    second: Expression = Shifted(Read(Here(short)), "right", 1) if smooth else Read(Here(short))
    program = (
        put(place, 0),
        Each(
            (short,),
            (put(at(long_, place), Here(short)), put(at(long_, plus(place, 1)), second), more(place, 2)),
        ),
    )
    how = "itself and then its half, rounded down" if smooth else "itself twice"
    return program, (
        f"Write a routine that stretches the {where(short)} to {2 * short.length} bytes at {long_.address}: each is written as {how}.",
        f"How do I double the length of a byte list? From {short.address} ({short.length} bytes) to {long_.address}; each element yields two: {how}.",
        f"for i < {short.length}: b[2i] = a[i]; b[2i + 1] = a[i]{' >> 1' if smooth else ''}; a = bytes at {short.address}, b = bytes at {long_.address}.",
        f"Zoom in by two: a row of {short.length} pixels ({short.address}, a byte each) becomes one of {2 * short.length} at {long_.address}; of every pixel write {how}.",
    )


def count_greater_places(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    mine, theirs = draw.one(draw.slots, draw.records)(width, width)
    answer = draw.variable(8)
    own = Algorithms(draw).own
    better, worse = own("better"), own("worse")
    program = (
        put(better, 0),
        put(worse, 0),
        Each(
            (mine, theirs),
            (
                when(check(Here(mine), ">", Here(theirs)), more(better)),
                when(check(Here(mine), "<", Here(theirs)), more(worse)),
            ),
        ),
        put(answer, 0),
        when(check(better, ">", worse), put(answer, 1)),
        when(check(better, "<", worse), put(answer, 2)),
    )
    return program, (
        f"Write a routine that decides which of two lists wins more places (unsigned comparison of entries in the same place): the {where(mine)} or the {where(theirs)}. {answer.address}: 1 the first, 2 the second, 0 for equally many.",
        f"How do I find the winner by rounds won? a: {where(mine)}; b: {where(theirs)}; rounds with a[i] > b[i] against rounds with a[i] < b[i]; byte {answer.address} = 1, 2 or 0 (draw).",
        f"w = #(a[i] > b[i]), l = #(a[i] < b[i]); byte[{answer.address}] = w > l ? 1 : w < l ? 2 : 0; a: {where(mine)}; b: {where(theirs)}.",
        f"A match of {mine.length} sets; home points are the {where(mine)}, guest points the {where(theirs)}. More points win a set, more sets win the match. 1 for a home win, 2 for a guest win, 0 for a tie into {answer.address}.",
    )


RECIPES = (
    dot_product,
    lists_equal,
    element_wise,
    add_with_limit,
    gather_by_index,
    scatter_by_index,
    count_up_fill,
    repeat_pattern,
    swap_halves,
    riffle,
    subtract_least,
    invert_order,
    threshold_all,
    stretch_twice,
    count_greater_places,
)
