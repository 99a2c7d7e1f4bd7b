"""Lists in memory: the n-th of a kind, two conditions, parts that move, classes, pairs of lists, records with fields."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Count,
    Each,
    Extreme,
    Field,
    Fill,
    Fold,
    Half,
    Here,
    If,
    Index,
    Joined,
    Number,
    Read,
    Set,
    Shifted,
    Stop,
    Swap,
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

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def nth_of_kind(draw: Drawer) -> Made:
    array = draw.one(draw.slots, draw.records)(8)[0]
    wanted, nth, result = draw.variable(8), draw.rng.randrange(2, 4), draw.variable(8)
    seen = Algorithms(draw).own("seen")
    hit = check(Here(array), "!=" if draw.maybe(0.4) else "==", wanted)
    program = (
        put(result, 0xFF),
        put(seen, 0),
        Each(
            (array,),
            (when(hit, more(seen), when(check(seen, "==", nth), put(result, Index()), Stop())),),
        ),
    )
    nth_word = {2: "second", 3: "third"}[nth]
    what = (
        f"equal to the byte {wanted.address}" if hit.relation == "==" else f"different from the byte {wanted.address}"
    )
    return program, (
        f"Write a routine that finds the {nth_word} of the {where(array)} that is {what}; its index (from 0) goes to {result.address}, $FF if there are fewer than {nth}.",
        f"How do I find match number {nth} instead of the first? List: {where(array)}; a match is an entry {what}. Index to byte {result.address}; $FF without one.",
        f"byte[{result.address}] = index of the {nth_word} i with a[i] {hit.relation} byte[{wanted.address}], else $FF; a: {where(array)}.",
        f"The first hit stays where it is, I'm after the {nth_word}: go through the {where(array)} from the front and note the number of the {nth_word} entry {what} at {result.address} ($FF: not that many).",
        f"Second or third hits matter: {where(array)}, skip {nth - 1} of those {what}, tell me the index of the next such one in {result.address}; $FF when the list runs out before.",
    )


def first_with_both(draw: Drawer) -> Made:
    kinds, states = draw.one(draw.slots, draw.records)(8, 8)
    kind, mask, result = draw.rng.randrange(256), 1 << draw.rng.randrange(8), draw.variable(8)
    which = draw.one("any", "none")
    hit = Both(check(Here(kinds), "==", kind), Bits(Read(Here(states)), mask, which))
    program = (
        put(result, 0xFF),
        Each((kinds, states), (when(hit, put(result, Index()), Stop()),)),
    )
    word = "set" if which == "any" else "clear"
    return program, (
        f"Write a routine that searches by two conditions: the first index whose kind (the {where(kinds)}) is ${kind:02X} and whose flag byte (the {where(states)}) has bit mask ${mask:02X} {word}. Index to {result.address}, $FF if there is none.",
        f"How do I find an object of kind ${kind:02X} with flag ${mask:02X} {word}? Kinds: {where(kinds)}; flags: {where(states)}. First index (from 0) or $FF in {result.address}.",
        f"byte[{result.address}] = min i with kind[i] == ${kind:02X} and (flags[i] & ${mask:02X}) {'!=' if which == 'any' else '=='} 0, else $FF; kind: {where(kinds)}; flags: {where(states)}.",
        f"Among {kinds.length} objects I need a ${kind:02X} that is {'marked' if which == 'any' else 'not marked'} with ${mask:02X}; the lowest number will do. Kinds are the {where(kinds)}, marks the {where(states)}. Put it in {result.address}, or $FF when nobody fits.",
        f"Two filters, one search. Type ${kind:02X} ({where(kinds)}) AND mask ${mask:02X} {word} ({where(states)}): lowest slot number into {result.address}, or $FF.",
    )


def remove_entry(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(5, 6, 8, 10, 12, 16))
    index, blank = draw.variable(8, below=array.length), draw.one(0, 0, 0xFF)
    place = Algorithms(draw).own("place")
    program = (
        put(place, index),
        While(
            check(place, "<", array.length - 1),
            (put(at(array, place), at(array, plus(place, 1))), more(place)),
        ),
        put(at(array, array.length - 1), blank),
    )
    return program, (
        f"Write a routine that removes entry number byte[{index.address}] (0 to {array.length - 1}) from the {where(array)}: all entries behind it move one place forward and the last place becomes ${blank:02X}.",
        f"How do I delete an element and close the gap? List: {where(array)}; index {index.address}, below {array.length}; fill ${blank:02X} in at the end.",
        f"for i = byte[{index.address}] .. {array.length - 2}: a[i] = a[i + 1]; a[{array.length - 1}] = ${blank:02X}; a = bytes at {array.address}; index < {array.length}.",
        f"The player sells the item in place {index.address} of a bag with {array.length} places (bytes, {array.address}). What lies behind it moves up, the last place is left with ${blank:02X}. The place is always one of the {array.length}.",
        f"Delete slot byte[{index.address}] of the {where(array)}, rest slides down, ${blank:02X} into the freed last slot. Slot number < {array.length}.",
    )


def insert_entry(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(5, 6, 8, 10, 12))
    index, new = draw.variable(8, below=array.length), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, array.length - 1),
        While(
            check(place, ">", index),
            (put(at(array, place), at(array, minus(place, 1))), less(place)),
        ),
        put(at(array, index), new),
    )
    return program, (
        f"Write a routine that inserts the byte {new.address} into the {where(array)} at index byte[{index.address}] (0 to {array.length - 1}): the entries from there on move back by one place, the last is lost.",
        f"How do I insert into the middle of an array? Array: {where(array)}; position {index.address} (< {array.length}); value {new.address}. Later entries shift up by one, the old last one drops out.",
        f"for i = {array.length - 1} down to p + 1: a[i] = a[i - 1]; a[p] = byte[{new.address}]; p = byte[{index.address}] < {array.length}, a = bytes at {array.address}.",
        f"In my turn order ({array.length} bytes at {array.address}) somebody jumps the queue: number {new.address} gets the place {index.address} and everybody from that place on waits one longer; who was last is out. Places are 0 to {array.length - 1}.",
        f"Make room at byte[{index.address}] (0-{array.length - 1}) in the {where(array)}, put byte {new.address} there; what was last falls off.",
    )


def clear_part(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(8, 12, 16, 20, 32))
    first, last = draw.variable(8, below=array.length), draw.variable(8, below=array.length)
    blank, inclusive = draw.one(0, 0xFF, draw.rng.randrange(256)), draw.maybe(0.5)
    place = Algorithms(draw).own("place")
    program = (
        put(place, first),
        While(check(place, "<=" if inclusive else "<", last), (put(at(array, place), blank), more(place))),
    )
    word = "including" if inclusive else "not including"
    return program, (
        f"Write a routine that fills part of the {where(array)} with ${blank:02X}: from index byte[{first.address}] to index byte[{last.address}], {word} the latter (both below {array.length}). Nothing happens if the start is {'beyond' if inclusive else 'at or beyond'} the end.",
        f"How do I set a range of a {array.length}-byte array at {array.address} to ${blank:02X}? Start index {first.address}, end index {last.address} ({'inclusive' if inclusive else 'exclusive'}), each < {array.length}; an empty range changes nothing.",
        f"for i = byte[{first.address}]; i {'<=' if inclusive else '<'} byte[{last.address}]; ++i: byte[{array.address} + i] = ${blank:02X}. Both indices < {array.length}.",
        f"A wall collapses between column {first.address} and column {last.address} ({word} that one): the map row of {array.length} bytes at {array.address} gets ${blank:02X} there. Columns are always below {array.length}; if the first is {'greater than' if inclusive else 'not less than'} the second, nothing collapses.",
        f"Wipe a[lo..hi{']' if inclusive else ')'} with ${blank:02X}: a is {where(array)}, lo = byte {first.address}, hi = byte {last.address}, both < {array.length}, {word} hi; nothing to do for an empty range.",
    )


def widest_gap(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    array, result = draw.array(width), draw.variable(width)
    least = draw.maybe(0.35)
    algorithms = Algorithms(draw)
    before, gap = algorithms.own("before", width), algorithms.own("gap", width)
    start = (1 << width) - 1 if least else 0
    first = algorithms.own("first")
    if least:
        keep = when(Both(check(first, "==", 0), check(gap, "<", result)), put(result, gap))
    else:
        keep = when(check(gap, ">", result), put(result, gap))
    program = (
        put(result, start),
        *((put(first, 1),) if least else ()),
        put(before, at(array, 0)),
        Each(
            (array,),
            (
                put(gap, Binary("distance", Read(Here(array)), Read(before))),
                keep,
                put(before, Here(array)),
                *((put(first, 0),) if least else ()),
            ),
        ),
    )
    word, size_word = ("smallest", "min") if least else ("largest", "max")
    return program, (
        f"Write a routine that finds the {word} step in the {where(array)}: the {word} absolute difference of two neighbours (unsigned) goes to the {size(result)} {result.address}.",
        f"How do I get the {word} distance between adjacent entries? {where(array)}; |a[i] - a[i - 1]|, unsigned; {word} one to {result.address} ({size(result)}).",
        f"{size(result)}[{result.address}] = {size_word} of |a[i] - a[i - 1]| for i = 1..{array.length - 1}; a: {where(array)}; unsigned.",
        f"Is the staircase {'too flat' if least else 'too steep'}? Heights: {where(array)}. Write the {word} height difference between a step and the next, up or down, to {result.address} ({size(result)}).",
    )


def three_classes(draw: Drawer) -> Made:
    array = draw.one(draw.slots, draw.records)(8)[0]
    low = draw.rng.randrange(10, 100)
    high = low + draw.rng.randrange(10, 120)
    few, some, many = draw.variable(8), draw.variable(8), draw.variable(8)
    program = (
        put(few, 0),
        put(some, 0),
        put(many, 0),
        Each(
            (array,),
            (
                If(
                    check(Here(array), "<", low),
                    (more(few),),
                    (If(check(Here(array), "<", high), (more(some),), (more(many),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that sorts the {where(array)} into three classes and counts them: below {low} at {few.address}, from {low} to {high - 1} at {some.address}, {high} and more at {many.address} (bytes, unsigned, counted from 0).",
        f"How do I count small, middle and large values? Values: {where(array)}. < {low} -> byte {few.address}; >= {low} and < {high} -> {some.address}; >= {high} -> {many.address}.",
        f"byte[{few.address}] = #(v < {low}), byte[{some.address}] = #({low} <= v < {high}), byte[{many.address}] = #(v >= {high}), v in the {where(array)}.",
        f"My fishing contest has {array.length} catches ({where(array)}). How many are small (under {low}), how many fair (under {high}), how many big? The counts belong at {few.address}, {some.address} and {many.address}.",
        f"Three buckets for the {where(array)}: under {low}, {low} to {high - 1}, from {high} up. Bucket sizes to the bytes {few.address}, {some.address}, {many.address}.",
    )


def histogram(draw: Drawer) -> Made:
    array, bits = draw.array(8, draw.one(8, 12, 16, 24, 32)), draw.one(2, 3)
    low = draw.rng.randrange(0, 9 - bits)
    counts = draw.array(8, 1 << bits)
    spot = at(counts, Field(Read(Here(array)), low, bits))
    program = (Fill(counts, Number(0)), Each((array,), (put(spot, plus(spot, 1)),)))
    return program, (
        f"Write a routine that makes a histogram: the class of a byte is its bits {low} to {low + bits - 1}. Clear the {counts.length} counters at {counts.address}, then raise the counter of its class for each of the {where(array)}.",
        f"How do I count how often each value of a {bits}-bit field occurs? Field: (b >> {low}) & {counts.length - 1} of the {where(array)}; counters: {counts.length} bytes from {counts.address}, from 0.",
        f"c[0..{counts.length - 1}] = 0; for each b of the {where(array)}: ++c[(b >> {low}) & {counts.length - 1}]; c = bytes at {counts.address}.",
        f"I want statistics on {array.length} tiles (bytes at {array.address}): bits {low}-{low + bits - 1} are the terrain. Number of tiles of terrain t into the byte {counts.address} + t, t = 0..{counts.length - 1}; old numbers are discarded.",
        f"Tally bits {low}..{low + bits - 1} of {array.length} bytes ({array.address}) into {counts.length} byte counters ({counts.address}), which start at zero each time.",
    )


def overlay(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    source = draw.array(width, draw.one(6, 8, 10, 16, 20, 32))
    target = draw.array(width, source.length)
    clear = draw.one(0, (1 << width) - 1)
    program = (Each((source, target), (when(check(Here(source), "!=", clear), put(Here(target), Here(source))),)),)
    blank = f"${clear:0{width // 4}X}"
    return program, (
        f"Write a routine that lays one list over another: each of the {where(source)} that is not {blank} replaces the entry in the same place of the list at {target.address}; {blank} is transparent.",
        f"How do I copy with a transparent value? {source.length} {size(source)}s, {source.address} -> {target.address}, skipping {blank}.",
        f"if s[i] != {blank}: t[i] = s[i], i < {source.length}; {size(source)}s; s = {source.address}, t = {target.address}.",
        f"A cloud layer ({source.length} {size(source)}s, {source.address}) is drawn on the map row at {target.address}. Where the cloud has {blank} the map shows through.",
        f"Merge layer {source.address} into {target.address}: {source.length} {size(source)}s, {blank} = see-through, everything else overwrites.",
    )


def choose_by_mask(draw: Drawer) -> Made:
    mask, one, other = draw.slots(8, 8, 8)
    bit = draw.one(0xFF, 1 << draw.rng.randrange(8))
    hit = check(Here(mask), "!=", 0) if bit == 0xFF else Bits(Read(Here(mask)), bit, "any")
    told = "is not 0" if bit == 0xFF else f"has ${bit:02X} set"
    program = (Each((mask, one, other), (when(hit, put(Here(one), Here(other))),)),)
    return program, (
        f"Write a routine that copies by a mask: wherever an entry of the {where(mask)} {told}, the byte in the same place of the list at {other.address} goes over the one in the list at {one.address}. Other places stay. All three have {mask.length} bytes.",
        f"How do I copy only selected elements? Selection: {where(mask)} (selected if it {told}); from {other.address} to {one.address}.",
        f"for i < {mask.length}: if m[i] {'!= 0' if bit == 0xFF else f'& ${bit:02X}'}: t[i] = s[i]; m = bytes {mask.address}, s = bytes {other.address}, t = bytes {one.address}.",
        f"The player ticks settings to restore. Ticks are the {where(mask)}: a tick {told}. For ticked ones take the default ({other.address} and following) into the settings at {one.address}, for the others do nothing.",
    )


def cheapest_available(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    prices, stock = draw.one(draw.slots, draw.records)(width, 8)
    result = draw.variable(8)
    dear = draw.maybe(0.3)
    best = Algorithms(draw).own("best", width)
    start = 0 if dear else (1 << width) - 1
    better = check(Here(prices), ">" if dear else "<", best)
    program = (
        put(result, 0xFF),
        put(best, start),
        Each(
            (prices, stock),
            (when(Both(check(Here(stock), "!=", 0), better), put(best, Here(prices)), put(result, Index())),),
        ),
    )
    word, never = ("dearest", "price 0") if dear else ("cheapest", f"price ${start:0{width // 4}X}")
    return program, (
        f"Write a routine that finds the {word} ware in stock: prices are the {where(prices)} (unsigned), stocks the {where(stock)} (0: sold out). Its index goes to {result.address}, the first one's on a tie, $FF if there is none; a ware with {never} is never chosen.",
        f"How do I pick the {'maximum' if dear else 'minimum'} among the entries that are enabled? Values: {where(prices)}; enabled: byte not 0 among the {where(stock)}. First best index to {result.address}, $FF if none. Entries with {never} don't count.",
        f"b = ${start:X}; r = $FF; for i < {prices.length}: if stock[i] != 0 and price[i] {'>' if dear else '<'} b: b = price[i], r = i; byte[{result.address}] = r. price: {where(prices)}; stock: {where(stock)}.",
        f"The robot buyer wants the {word} thing my shop still has. Prices: {where(prices)}. On the shelf: {where(stock)}, how many of each. Leave its number at {result.address} ($FF for an empty shop; things with {never} are not for sale; the lower number of two equal prices).",
    )


def is_ascending(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    array, result = draw.array(width, draw.one(3, 4, 5, 6)), draw.variable(8)
    strict = draw.maybe(0.4)
    before = Algorithms(draw).own("before", width)
    wrong = check(Here(array), "<=" if strict else "<", before)
    program = (
        put(result, 1),
        put(before, 0),
        Each((array,), (when(wrong, put(result, 0), Stop()), put(before, Here(array)))),
    )
    rule = (
        "greater than 0 at the beginning and each greater than the one before"
        if strict
        else "each at least as large as the one before"
    )
    return program, (
        f"Write a routine that checks the order of the {where(array)}: the byte {result.address} becomes 1 if they are {rule} (unsigned), else 0.",
        f"How do I test whether a list is {'strictly rising' if strict else 'sorted'}? List: {where(array)}, unsigned; {rule}: 1 to {result.address}, otherwise 0.",
        f"byte[{result.address}] = ({'0 < ' if strict else ''}{f' {chr(60) if strict else chr(60) + chr(61)} '.join(f'a[{n}]' for n in range(array.length))}); 1 or 0; a: {where(array)}, unsigned.",
        f"My puzzle is solved when the {array.length} stones ({where(array)}, unsigned) are {rule}. Put 1 in {result.address} then, and 0 as long as they aren't.",
    )


def interleave(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(3, 4, 6, 8, 10))
    other, target = draw.array(8, one.length), draw.array(8, 2 * one.length)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        Each(
            (one, other),
            (
                put(at(target, place), Here(one)),
                more(place),
                put(at(target, place), Here(other)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Write a routine that interleaves two lists: the {where(one)} and as many at {other.address} go alternately to {target.address}, first one from the former, then one from the latter, {2 * one.length} bytes in all.",
        f"How do I zip two byte arrays? A: {where(one)}; B: {other.address}; result a0 b0 a1 b1 ... at {target.address}.",
        f"t[2i] = a[i]; t[2i + 1] = b[i]; i = 0..{one.length - 1}; bytes a = {one.address}, b = {other.address}, t = {target.address}.",
        f"My map stores tiles ({one.address}) and attributes ({other.address}) apart, {one.length} bytes each. The upload wants pairs of tile and attribute, one behind the other, in a buffer at {target.address}.",
        f"Alternate copy to {target.address}: one byte from {one.address}, one from {other.address}, and so on, {one.length} rounds.",
    )


def words_from_halves(draw: Drawer) -> Made:
    low, high = draw.slots(8, 8)
    target = draw.array(16, low.length)
    program = (Each((low, high, target), (put(Here(target), Joined(Read(Here(high)), Read(Here(low)))),)),)
    return program, (
        f"Write a routine that joins low and high bytes: word i of the {where(target)} is made of byte i of the list at {low.address} (low) and byte i of the list at {high.address} (high).",
        f"How do I build {low.length} words from split tables? Low bytes: {low.address}; high bytes: {high.address}; words to {target.address}.",
        f"w[i] = lo[i] | hi[i] << 8, i < {low.length}; lo = bytes {low.address}, hi = bytes {high.address}, w = words {target.address}.",
        f"Sprites keep their x in two byte tables, lows at {low.address} and highs at {high.address}, {low.length} slots. For sorting I need proper 16-bit values in a row from {target.address}.",
        f"Lows at {low.address}, highs at {high.address}: combine {low.length} of each into little-endian words at {target.address}.",
    )


def halves_from_words(draw: Drawer) -> Made:
    source = draw.slots(16)[0]
    low, high = draw.array(8, source.length), draw.array(8, source.length)
    program = (
        Each(
            (source, low, high),
            (
                put(Here(low), Half(Read(Here(source)), high=False)),
                put(Here(high), Half(Read(Here(source)), high=True)),
            ),
        ),
    )
    return program, (
        f"Write a routine that splits the {where(source)}: their low bytes to {low.address}, their high bytes to {high.address}, in the same order.",
        f"How do I separate words into a low table and a high table? {source.length} words at {source.address}; lows from {low.address}, highs from {high.address}.",
        f"lo[i] = w[i] & $FF; hi[i] = w[i] >> 8; i < {source.length}; w = words {source.address}, lo = bytes {low.address}, hi = bytes {high.address}.",
        f"The engine reads addresses from two byte tables, but my tool leaves words at {source.address} ({source.length} of them). Fill the table of lower halves ({low.address}) and that of upper halves ({high.address}).",
        f"Break {source.length} words ({source.address}) up. Low byte i -> {low.address} + i, high byte i -> {high.address} + i.",
    )


def value_by_key(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    keys, values = draw.one(draw.slots, draw.records)(8, width)
    key, result = draw.variable(8), draw.variable(width)
    default = draw.one(0, (1 << width) - 1)
    hit = check(Here(keys), "==", key)
    program = (
        put(result, default),
        Each((keys, values), (when(hit, put(result, Here(values)), Stop()),)),
    )
    blank = f"${default:0{width // 4}X}"
    return program, (
        f"Write a routine that looks a key up: find the first of the {where(keys)} that equals the byte {key.address} and store the value that belongs to it (the {where(values)}) at {result.address}; {blank} if the key does not occur.",
        f"How do I do an associative lookup? Keys: {where(keys)}; values: {where(values)}; wanted key {key.address}; value to the {size(result)} {result.address}, {blank} when missing. First match counts.",
        f"{size(result)}[{result.address}] = v[i] for the least i with k[i] == byte[{key.address}], else {blank}; k: {where(keys)}; v: {where(values)}.",
        f"Each monster kind has its own reward. Kinds: {where(keys)}. Rewards: {where(values)}. The one just beaten is of kind {key.address}: put its reward in {result.address} ({size(result)}), or {blank} for a kind that isn't listed; the first entry counts if there are two.",
        f"Dictionary: keys = {where(keys)}, values = {where(values)}. Fetch the value of byte[{key.address}] into {result.address} ({size(result)}); first match; {blank} = not found.",
    )


def add_to_key(draw: Drawer) -> Made:
    keys, counts = draw.one(draw.slots, draw.records)(8, 8)
    key, amount = draw.variable(8), draw.rng.randrange(1, 12)
    hit = check(Here(keys), "==", key)
    once = draw.maybe(0.6)
    gain = more(Here(counts), amount)
    program = (Each((keys, counts), (when(hit, gain, Stop()) if once else when(hit, gain),)),)
    how = "the first entry with that kind only" if once else "every entry with that kind"
    return program, (
        f"Write a routine that adds {amount} to the counter of a kind: {how}. The kind is the byte {key.address}, the kinds listed are the {where(keys)}, the counters the {where(counts)} (modulo 256). An unknown kind changes nothing.",
        f"How do I bump the count that belongs to a key? Keys: {where(keys)}; counts: {where(counts)}; key byte {key.address}. += {amount}, wrapping; {how}.",
        f"{'first i' if once else 'all i'} with k[i] == byte[{key.address}]: c[i] += {amount}; k: {where(keys)}; c: {where(counts)}; no match: nothing.",
        f"The hero picks up {amount} pieces of {key.address}. My bag has {keys.length} entries: what it is ({where(keys)}) and how many ({where(counts)}, a byte that may wrap). Raise {how}; if the thing isn't in the bag, leave all as it is.",
    )


def best_to_front(draw: Drawer) -> Made:
    array = draw.array(draw.one(8, 16), draw.one(4, 5, 6, 8, 10))
    least = draw.maybe(0.5)
    held = Algorithms(draw).own("number")
    word = "smallest" if least else "largest"
    program = (
        Set(held, Extreme("min" if least else "max", array, index=True)),
        Swap(at(array, held), at(array, 0)),
    )
    return program, (
        f"Write a routine that exchanges the {word} of the {where(array)} (unsigned; the first of equals) with the first entry.",
        f"How do I bring the {word} element to the front? {where(array)}, unsigned; swap it with entry 0. Ties: the lowest index.",
        f"i = arg{'min' if least else 'max'} a (first one, unsigned); swap(a[0], a[i]); a: {where(array)}.",
        f"The {'slowest' if least else 'fastest'} member leads: among the {array.length} speeds at {array.address} ({size(array)}s) find the {word} (earliest if several) and let it change places with the one at the head.",
        f"Put the {word} first: swap entry 0 of the {where(array)} with the {word} one (unsigned, earliest if tied).",
    )


def reverse_part(draw: Drawer) -> Made:
    array = draw.array(8, draw.one(6, 8, 10, 12, 16))
    first, last = draw.variable(8, below=array.length), draw.variable(8, below=array.length)
    algorithms = Algorithms(draw)
    low, high = algorithms.own("low"), algorithms.own("high")
    program = (
        put(low, first),
        put(high, last),
        While(
            check(low, "<", high),
            (Swap(at(array, low), at(array, high)), more(low), less(high)),
        ),
    )
    return program, (
        f"Write a routine that reverses a part of the {where(array)}, from index byte[{first.address}] to index byte[{last.address}], both included and both below {array.length}. If the first index is not the smaller one, nothing changes. Don't change the indices.",
        f"How do I turn a subrange around in place? Array {where(array)}; bounds {first.address} and {last.address} (inclusive, < {array.length}); swap from both ends inwards while low < high.",
        f"i = byte[{first.address}], j = byte[{last.address}]; while i < j: swap(a[i++], a[j--]); a = bytes at {array.address}; i, j < {array.length}.",
        f"My card trick flips the cards from place {first.address} to place {last.address} of a row of {array.length} (bytes at {array.address}), so that their order is reversed. Places run from 0 to {array.length - 1}; nothing happens when the second place isn't behind the first.",
        f"In-place reversal of a[lo..hi], inclusive; a = {where(array)}, lo = byte {first.address}, hi = byte {last.address}, both under {array.length}; lo >= hi leaves it alone.",
    )


def common_start(draw: Drawer) -> Made:
    one = draw.array(8, draw.one(4, 6, 8, 10, 16))
    other, result = draw.array(8, one.length), draw.variable(8)
    program = (
        put(result, 0),
        Each((one, other), (when(check(Here(one), "!=", Here(other)), Stop()), more(result))),
    )
    return program, (
        f"Write a routine that tells how far two lists agree from their start: compare the {where(one)} with those at {other.address} one by one until a pair differs, and store the number of equal ones before that at {result.address} ({one.length} if all are equal).",
        f"How do I get the length of the common prefix of two {one.length}-byte arrays, {one.address} and {other.address}? To {result.address}, 0 to {one.length}.",
        f"byte[{result.address}] = largest n with a[0..n-1] == b[0..n-1], n <= {one.length}; a = bytes {one.address}, b = bytes {other.address}.",
        f"Simon says: the right melody is at {other.address}, what the player pressed at {one.address}, {one.length} bytes each. How many notes were right before the first wrong one? Answer at {result.address}.",
        f"Count equal pairs from the front, stop at the first mismatch: {one.length} bytes {one.address} vs. {other.address}; count in {result.address}.",
    )


def runner_up(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    array, first, second = draw.array(width), draw.variable(width), draw.variable(width)
    program = (
        put(first, 0),
        put(second, 0),
        Each(
            (array,),
            (
                If(
                    check(Here(array), ">=", first),
                    (put(second, first), put(first, Here(array))),
                    (when(check(Here(array), ">", second), put(second, Here(array))),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that finds the two largest of the {where(array)} (unsigned): the largest to {first.address}, the second largest to {second.address}, each a {size(array)}. If the largest occurs twice, both get it.",
        f"How do I get first and second place of {array.length} {size(array)}s at {array.address}? Unsigned; best to {first.address}, runner-up to {second.address}; equal values count separately.",
        f"{first.address}, {second.address} = the two highest of the {where(array)}, in descending order ({size(array)}s, unsigned, duplicates kept).",
        f"Gold and silver go to the two best throws. Throws: {where(array)}, unsigned. Best one to {first.address}, next best (or equal) to {second.address}.",
        f"Top two of the {where(array)}, unsigned, repeats allowed: {first.address} the highest, {second.address} the next.",
    )


def differences(draw: Drawer) -> Made:
    width = draw.one(8, 8, 16)
    array = draw.array(width, draw.one(4, 6, 8, 12, 16))
    algorithms = Algorithms(draw)
    before, held = algorithms.own("before", width), algorithms.own("held", width)
    program = (
        put(before, 0),
        Each(
            (array,),
            (put(held, Here(array)), put(Here(array), minus(held, before)), put(before, held)),
        ),
    )
    top = 1 << width
    return program, (
        f"Write a routine that delta-encodes the {where(array)} in place: each becomes its old value minus the old value before it, modulo {top}; the first keeps its value.",
        f"How do I replace values by their differences? {where(array)}; a'[i] = a[i] - a[i - 1] with original values, a'[0] = a[0], {width}-bit wrap.",
        f"a'[0] = a[0]; a'[i] = (a[i] - a[i - 1]) mod {top}, i = 1..{array.length - 1}; in place; a: {where(array)}.",
        f"A recorded path packs better as steps. Turn the {array.length} positions at {array.address} ({size(array)}s) into the change from one to the next, the first position staying as it is; let it wrap.",
        f"Delta filter over the {where(array)}, in place: keep entry 0, every other one minus its predecessor (as it was before), wrapping at {top}.",
    )


def nibbles_apart(draw: Drawer) -> Made:
    source = draw.array(8, draw.one(2, 3, 4, 6, 8, 12))
    target, place = draw.array(8, 2 * source.length), Algorithms(draw).own("place")
    high_first = draw.maybe(0.5)
    high, low = Field(Read(Here(source)), 4, 4), masked(Here(source), 0x0F)
    parts = (high, low) if high_first else (low, high)
    body = tuple(step for part in parts for step in (put(at(target, place), part), more(place)))
    order = "upper nibble first" if high_first else "lower nibble first"
    return (put(place, 0), Each((source,), body)), (
        f"Write a routine that unpacks nibbles: each of the {where(source)} becomes two bytes (0 to 15) at {target.address}, {order}, {2 * source.length} in all.",
        f"How do I expand 4-bit data to bytes? Packed: {where(source)}; unpacked to {target.address}; {order}.",
        f"t[2i], t[2i + 1] = {'s[i] >> 4, s[i] & 15' if high_first else 's[i] & 15, s[i] >> 4'}; i < {source.length}; s = bytes {source.address}, t = bytes {target.address}.",
        f"The level keeps two tiles in a byte to save room ({source.length} bytes, {source.address}). Spread them into a tile per byte from {target.address} on; {order}.",
        f"Unpack {source.length} bytes ({source.address}) to {2 * source.length} nibble bytes ({target.address}), {order}.",
    )


def nibbles_together(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(2, 3, 4, 6, 8))
    source, place = draw.array(8, 2 * target.length), Algorithms(draw).own("place")
    high = Shifted(Read(at(source, place)), "left", 4)
    low = masked(at(source, plus(place, 1)), 0x0F)
    program = (put(place, 0), Each((target,), (put(Here(target), joined(high, low)), more(place, 2))))
    return program, (
        f"Write a routine that packs {source.length} bytes at {source.address} into {target.length} at {target.address}: of each pair the low nibble of the first becomes the upper nibble, that of the second the lower one.",
        f"How do I pack bytes into nibbles? Source: {where(source)} (only their low 4 bits matter); two of them make one byte at {target.address}, the first in bits 4-7.",
        f"t[i] = (s[2i] << 4 & $F0) | (s[2i + 1] & $0F); i < {target.length}; s = bytes {source.address}, t = bytes {target.address}.",
        f"Before saving, my {source.length} puzzle cells ({source.address}, a byte each) shrink to half: two cells per byte from {target.address}, earlier cell on top, upper nibbles of the cells dropped.",
        f"Squeeze {source.length} bytes ({source.address}) into {target.length} ({target.address}), first of each pair to the upper nibble, second to the lower, only low nibbles are used.",
    )


def flags_to_mask(draw: Drawer) -> Made:
    flags, result = draw.array(8, 8), draw.variable(8)
    first_low = draw.maybe(0.5)
    made = Algorithms(draw).own("made")
    step = Shifted(Read(made), "right" if first_low else "left", 1)
    bit = 0x80 if first_low else 0x01
    program = (
        put(made, 0),
        Each(
            (flags,),
            (put(made, step), when(check(Here(flags), "!=", 0), put(made, joined(made, bit)))),
        ),
        put(result, made),
    )
    order = "the first byte is bit 0, the last bit 7" if first_low else "the first byte is bit 7, the last bit 0"
    return program, (
        f"Write a routine that packs eight flags into a byte at {result.address}: of the 8 bytes from {flags.address}, each that is not 0 gives a set bit; {order}.",
        f"How do I turn 8 boolean bytes ({flags.address}) into a bit mask? Nonzero = 1; {order}; mask to {result.address}.",
        f"bit {'i' if first_low else '7 - i'} of byte[{result.address}] = (byte[{flags.address} + i] != 0), i = 0..7.",
        f"Eight switches in my dungeon have a byte each from {flags.address} (0 off, anything else on). For the save I want them in one byte, {result.address}: {order}.",
        f"8 bools at {flags.address} -> one byte at {result.address}; {order}; any nonzero byte is true.",
    )


def mask_to_flags(draw: Drawer) -> Made:
    flags, source = draw.array(8, 8), draw.variable(8)
    rest = Algorithms(draw).own("rest")
    first_low, on = draw.maybe(0.5), draw.one(1, 0xFF, 0x80)
    top = Bits(Read(rest), 1 if first_low else 0x80, "any")
    step = Shifted(Read(rest), "right" if first_low else "left", 1)
    program = (
        put(rest, source),
        Each((flags,), (put(Here(flags), either(top, on, 0)), put(rest, step))),
    )
    order = "bit 0 first" if first_low else "bit 7 first"
    return program, (
        f"Write a routine that unpacks the byte {source.address} into eight bytes from {flags.address}, {order}: ${on:02X} for a set bit, 0 for a clear one.",
        f"How do I expand a bit mask into 8 boolean bytes? Mask {source.address} (keep it); bytes to {flags.address}, {order}; true = ${on:02X}, false = $00.",
        f"byte[{flags.address} + i] = (byte[{source.address}] >> {'i' if first_low else '(7 - i)'} & 1) ? ${on:02X} : 0, i = 0..7.",
        f"A byte of the level ({source.address}) tells which of eight torches burn. Light them: torch bytes start at {flags.address}, {order}, burning is ${on:02X} and dark is 0.",
        f"One byte ({source.address}) -> 8 bytes ({flags.address}), {order}, ${on:02X} / $00.",
    )


def above_mean(draw: Drawer) -> Made:
    array, result = draw.array(8, draw.one(4, 8, 16, 32)), draw.variable(8)
    shift = array.length.bit_length() - 1
    algorithms = Algorithms(draw)
    total, mean = algorithms.own("total", 16), algorithms.own("mean")
    program = (
        Set(total, Fold("sum", array, Widened(Read(Here(array))))),
        put(mean, Half(Shifted(Read(total), "right", shift), high=False)),
        Set(result, Count(array, check(Here(array), ">", mean))),
    )
    return program, (
        f"Write a routine that counts how many of the {where(array)} are above average: the average is their 16-bit sum divided by {array.length}, rounded down, and only larger ones count; number to {result.address}.",
        f"How do I count entries greater than the mean? Entries: {where(array)}; mean = sum >> {shift}; count of a[i] > mean to byte {result.address}.",
        f"m = (sum a) >> {shift}; byte[{result.address}] = #(a[i] > m); a: {where(array)}, unsigned.",
        f"In my village {array.length} farmers have grown byte[{array.address} + i] pumpkins each. How many did better than the average (cut to a whole number)? Tell it at {result.address}.",
        f"How many beat the average? {where(array)}; average = 16-bit sum / {array.length}, cut; strictly greater counts; result byte {result.address}.",
    )


def two_in_a_row(draw: Drawer) -> Made:
    array, result = draw.array(8, draw.one(8, 12, 16, 20, 32)), draw.variable(8)
    algorithms = Algorithms(draw)
    before = algorithms.own("before")
    bit = 1 << draw.rng.randrange(8)
    hit = Both(Bits(Read(before), bit, "any"), Bits(Read(Here(array)), bit, "none"))
    program = (
        put(result, 0xFF),
        put(before, 0),
        Each((array,), (when(hit, put(result, Index()), Stop()), put(before, Here(array)))),
    )
    return program, (
        f"Write a routine that finds where a flag ends: the first of the {where(array)} that has bit mask ${bit:02X} clear while the byte right before it has it set. Its index goes to {result.address}, $FF if there is none.",
        f"How do I find the first falling edge of bit ${bit:02X} in a list? {where(array)}; index i with a[i - 1] & ${bit:02X} != 0 and a[i] & ${bit:02X} == 0; to {result.address}, else $FF.",
        f"byte[{result.address}] = min i >= 1 with (a[i - 1] & ${bit:02X}) and not (a[i] & ${bit:02X}), else $FF; a: bytes {array.address}, {array.length} of them.",
        f"Ground in my row of {array.length} tiles ({array.address}) has the bit ${bit:02X}. At which tile does the first cliff begin, ground just before and none here? Number (from 0) to {result.address}; $FF means no cliff.",
    )


def after_terminator(draw: Drawer) -> Made:
    array, end, fill = draw.array(8, draw.one(6, 8, 10, 12, 16)), draw.one(0, 0xFF, 0x7F), draw.one(0, 0xFF, 0x20)
    ended = Algorithms(draw).own("ended")
    if fill == end:
        fill = draw.rng.randrange(1, 0x7F)
    program = (
        put(ended, 0),
        Each(
            (array,),
            (
                when(check(ended, "!=", 0), put(Here(array), fill)),
                when(check(Here(array), "==", end), put(ended, 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that cleans a buffer behind its end mark: everything after the first ${end:02X} among the {where(array)} becomes ${fill:02X}; the mark and what stands before it stay. Without a mark nothing changes.",
        f"How do I pad the rest of a fixed buffer? {where(array)}; the first ${end:02X} ends the content; bytes behind it := ${fill:02X}.",
        f"i = first index with a[i] == ${end:02X}; a[j] = ${fill:02X} for all j > i; a: {where(array)}; no such i: unchanged.",
        f"Old letters are left over behind the end mark (${end:02X}) of my {array.length}-byte name at {array.address}. Overwrite those with ${fill:02X}, not the mark itself.",
        f"Blank out (${fill:02X}) whatever follows the first ${end:02X} in the {where(array)}; keep the ${end:02X}; no ${end:02X}, no change.",
    )


def match_result(draw: Drawer) -> Made:
    one, other = draw.slots(8, 8)
    wins, losses = draw.variable(8), draw.variable(8)
    program = (
        put(wins, 0),
        put(losses, 0),
        Each(
            (one, other),
            (
                If(
                    check(Here(one), ">", Here(other)),
                    (more(wins),),
                    (when(check(Here(one), "<", Here(other)), more(losses)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that compares two teams player by player: {one.length} bytes at {one.address} against {other.length} at {other.address} (unsigned). Pairs where the first is larger are counted at {wins.address}, pairs where it is smaller at {losses.address}; equal pairs in neither.",
        f"How do I count wins and losses of two arrays? A: {where(one)}; B: from {other.address}. #(A > B) to {wins.address}, #(A < B) to {losses.address}, unsigned.",
        f"w = #(a[i] > b[i]), l = #(a[i] < b[i]), i < {one.length}; a = bytes {one.address}, b = bytes {other.address}; byte[{wins.address}] = w, byte[{losses.address}] = l.",
        f"A duel of {one.length} rounds: my cards {one.address}, theirs {other.address}, the higher byte takes the round, a draw nobody. Rounds for me to {wins.address}, for them to {losses.address}, from 0.",
        f"Pairwise, unsigned: {where(one)} vs. as many at {other.address}. Greater -> ++{wins.address}, smaller -> ++{losses.address}, both counters from 0, ties count for nobody.",
    )


def alternating_sum(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    array, result = draw.array(width, draw.one(4, 5, 6, 8, 10, 12)), draw.variable(width)
    even = check(masked(Index(), 1), "==", 0)
    program = (
        put(result, 0),
        Each((array,), (If(even, (more(result, Here(array)),), (less(result, Here(array)),)),)),
    )
    top = 1 << width
    return program, (
        f"Write a routine that forms the alternating sum of the {where(array)}: entries 0, 2, 4 ... are added, entries 1, 3, 5 ... subtracted, modulo {top}; to {result.address} ({size(result)}).",
        f"How do I compute a[0] - a[1] + a[2] - ... for the {where(array)}? {width}-bit result at {result.address}, wrapping.",
        f"{size(result)}[{result.address}] = sum of (-1)^i * a[i], i = 0..{array.length - 1}, mod {top}; a: {where(array)}.",
        f"My door code check weighs digits by turns plus and minus, the first one plus ({where(array)}). The {size(result)} {result.address} gets the total, which may wrap.",
    )


def put_in_first_gap(draw: Drawer) -> Made:
    array, new, full = draw.array(8, draw.one(4, 6, 8, 10)), draw.variable(8), draw.variable(8)
    empty = draw.one(0, 0, 0xFF)
    program = (
        put(full, 1),
        Each(
            (array,),
            (when(check(Here(array), "==", empty), put(Here(array), new), put(full, 0), Stop()),),
        ),
    )
    return program, (
        f"Write a routine that puts the byte {new.address} into the first empty place (${empty:02X}) of the {where(array)}. {full.address} becomes 0 if that worked and 1 if no place was empty.",
        f"How do I store a value in the first free cell? Cells: {where(array)}, free = ${empty:02X}; value {new.address}; status byte {full.address}: 0 ok, 1 full.",
        f"first i with a[i] == ${empty:02X}: a[i] = byte[{new.address}], byte[{full.address}] = 0; none: byte[{full.address}] = 1; a: bytes {array.address}, {array.length} of them.",
        f"Treasure {new.address} goes into the chest room, which has {array.length} places ({array.address}); ${empty:02X} marks a free one, the lowest is taken. Tell me in {full.address} whether the room was full (1) or not (0).",
        f"Need: byte {new.address} written over the first ${empty:02X} among the {where(array)}; {full.address} = 0. All occupied: only {full.address} = 1.",
    )


def skip_every_other(draw: Drawer) -> Made:
    target = draw.array(8, draw.one(3, 4, 5, 6, 8, 10))
    step, start = draw.one(2, 2, 3, 4), draw.one(0, 1)
    source = draw.array(8, step * target.length)
    place = Algorithms(draw).own("place")
    program = (put(place, start), Each((target,), (put(Here(target), at(source, place)), more(place, step))))
    return program, (
        f"Write a routine that thins out a list: every {'second' if step == 2 else 'third' if step == 3 else 'fourth'} of the {where(source)}, beginning with number {start} (counted from 0), is copied to {target.address}, {target.length} bytes without gaps.",
        f"How do I gather bytes with a stride of {step}? From {source.address} + {start}, {target.length} bytes, {step} apart, to a dense list at {target.address}.",
        f"t[i] = s[{start} + {step} * i], i = 0..{target.length - 1}; s = bytes {source.address}, t = bytes {target.address}.",
        f"Records of {step} bytes stand at {source.address}, {target.length} of them. I need their byte number {start} (from 0) alone, one behind the other at {target.address}.",
        f"Pick bytes {start}, {start + step}, {start + 2 * step}, ... of the block at {source.address}: {target.length} of them, packed at {target.address}.",
    )


RECIPES = (
    nth_of_kind,
    first_with_both,
    remove_entry,
    insert_entry,
    clear_part,
    widest_gap,
    three_classes,
    histogram,
    overlay,
    choose_by_mask,
    cheapest_available,
    is_ascending,
    interleave,
    words_from_halves,
    halves_from_words,
    value_by_key,
    add_to_key,
    best_to_front,
    reverse_part,
    common_start,
    runner_up,
    differences,
    nibbles_apart,
    nibbles_together,
    flags_to_mask,
    mask_to_flags,
    above_mean,
    two_in_a_row,
    after_terminator,
    match_result,
    alternating_sum,
    put_in_first_gap,
    skip_every_other,
)
