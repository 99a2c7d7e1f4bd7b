"""What is asked of lists of numbers: comparing, searching, mixing, running over them with something in mind."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Chosen,
    Compared,
    Copy,
    Count,
    Each,
    Fold,
    Here,
    If,
    Index,
    Item,
    Number,
    Position,
    Read,
    Report,
    Reverse,
    Saturating,
    Set,
    Shove,
    Some,
    Stop,
    Swap,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _what(array: Array) -> str:
    return f"{array.length} {'bytes' if array.width == 8 else 'words'} at {array.address}"


def count_changes(draw: Drawer) -> Made:
    array, count = draw.array(draw.one(8, 16)), draw.variable(8)
    before = Algorithms(draw).own("previous", array.width)
    more = Set(count, Binary("add", Read(count), Number(1)))
    program = (
        Set(count, Number(0)),
        Set(before, Read(Item(array, Number(0)))),
        Each(
            (array,),
            (If(Compared("!=", Read(Here(array)), Read(before)), (more,)), Set(before, Read(Here(array)))),
        ),
    )
    return program, (
        f"Write a routine that counts how often the value changes from one of the {_what(array)} to the next; count to the byte {count.address}.",
        f"How many times do neighbours differ in a list? The {_what(array)}; answer in {count.address}. {array.length} equal values give 0.",
        f"byte[{count.address}] = number of i in 1..{array.length - 1} with a[i] != a[i - 1]; a: {_what(array)}.",
        f"To guess how well my level packs I want the number of places where the {_what(array)} change, in {count.address}.",
    )


def count_rises(draw: Drawer) -> Made:
    array, count = draw.array(draw.one(8, 16)), draw.variable(8)
    before = Algorithms(draw).own("previous", array.width)
    falls = draw.maybe(0.4)
    more = Set(count, Binary("add", Read(count), Number(1)))
    program = (
        Set(count, Number(0)),
        Set(before, Read(Item(array, Number(0)))),
        Each(
            (array,),
            (
                If(Compared("<" if falls else ">", Read(Here(array)), Read(before)), (more,)),
                Set(before, Read(Here(array))),
            ),
        ),
    )
    word = "smaller" if falls else "larger"
    return program, (
        f"Write a routine that counts how many of the {_what(array)} are {word} than the one right before them (unsigned; the first has none before it); count to {count.address}.",
        f"How often does a curve go {'down' if falls else 'up'}? Samples: {_what(array)}, unsigned. Number of {'falls' if falls else 'rises'} to the byte {count.address}.",
        f"byte[{count.address}] = count of a[i] {'<' if falls else '>'} a[i - 1], i = 1..{array.length - 1}; a = {_what(array)}; unsigned.",
        f"My fish finder has {_what(array)}. In how many steps did the value {'sink' if falls else 'climb'}? Store it at {count.address}.",
    )


def longest_streak(draw: Drawer) -> Made:
    array, best = draw.array(8), draw.variable(8)
    run = Algorithms(draw).own("run")
    mark = draw.rng.randrange(256)
    hit = Compared("==", Read(Here(array)), Number(mark))
    longer = Set(run, Binary("add", Read(run), Number(1)))
    record = If(Compared(">", Read(run), Read(best)), (Set(best, Read(run)),))
    program = (
        Set(best, Number(0)),
        Set(run, Number(0)),
        Each((array,), (If(hit, (longer, record), (Set(run, Number(0)),)),)),
    )
    return program, (
        f"Write a routine that finds the longest unbroken row of ${mark:02X} in the {_what(array)} and stores its length at {best.address} (0 if there is none).",
        f"How many ${mark:02X} in a row are there at most? The {_what(array)}; the length of the longest row goes to {best.address}.",
        f"byte[{best.address}] = length of the longest run of ${mark:02X} within the {_what(array)}.",
        f"Results of {array.length} throws lie at {array.address}; ${mark:02X} is a hit. The best streak of hits belongs into {best.address}.",
    )


def sums_so_far(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    source = draw.array(width)
    target = draw.array(width, source.length)
    total = Algorithms(draw).own("total", width)
    step = Set(total, Binary("add", Read(total), Read(Here(source))))
    put = Set(Here(target), Read(total))
    before = draw.maybe(0.35)
    program = (Set(total, Number(0, width)), Each((source, target), (put, step) if before else (step, put)))
    which = "all entries before it" if before else "all entries up to and including it"
    modulo = "256" if width == 8 else "65536"
    return program, (
        f"Write a routine that builds a table of partial sums: entry i of the {_what(target)} becomes the sum of {which} in the {_what(source)}, modulo {modulo}.",
        f"How do I turn lengths into start positions? Lengths: {_what(source)}. For each, the sum of {which} goes to the same place of the {_what(target)} (modulo {modulo}).",
        f"t[i] = {'sum of s[0..i-1]' if before else 'sum of s[0..i]'} mod {modulo}; s: {_what(source)}; t: {_what(target)}.",
        f"My script engine needs offsets at {target.address} made from the {source.length} sizes at {source.address} ({'words' if width == 16 else 'bytes'}): each offset is the total of {which}. Overflow wraps.",
    )


def gather_wanted(draw: Drawer) -> Made:
    source = draw.array(8)
    target, count = draw.array(8, source.length), draw.variable(8)
    place = Algorithms(draw).own("place")
    mask = 1 << draw.rng.randrange(8)
    index = draw.maybe(0.5)
    value = Index() if index else Read(Here(source))
    put = (Set(Item(target, Read(place)), value), Set(place, Binary("add", Read(place), Number(1))))
    program = (
        Set(place, Number(0)),
        Each((source,), (If(Bits(Read(Here(source)), mask, "any"), put),)),
        Set(count, Read(place)),
    )
    what = "their indices (from 0)" if index else "them"
    return program, (
        f"Write a routine that goes through the {_what(source)}, picks those with a bit of ${mask:02X} set, and writes {what} one after the other to {target.address}, in order; how many there are goes to {count.address}. Leave the rest of the target alone.",
        f"How do I list the active ones? Active: bit mask ${mask:02X} in one of the {_what(source)}. Write {what} to a list from {target.address}, their number to {count.address}.",
        f"list[{target.address}] = {'[i' if index else '[a[i]'} for i in 0..{source.length - 1} if a[i] & ${mask:02X}], length to {count.address}; a = {_what(source)}; nothing behind the list is touched.",
        f"Each frame I build a draw list at {target.address}: {what} of the {source.length} entries at {source.address} whose ${mask:02X} is on, dense and in order, and the length at {count.address}.",
    )


def first_difference(draw: Drawer) -> Made:
    one = draw.array(draw.one(8, 16))
    other, place = draw.array(one.width, one.length), draw.variable(8)
    none = draw.one(0xFF, one.length)
    program = (
        Set(place, Number(none)),
        Each(
            (one, other),
            (If(Compared("!=", Read(Here(one)), Read(Here(other))), (Set(place, Index()), Stop())),),
        ),
    )
    return program, (
        f"Write a routine that compares the {_what(one)} with those at {other.address}, element by element, and stores the index (from 0) of the first pair that differs at {place.address}; ${none:02X} if there is none.",
        f"Where do two lists part? A: {_what(one)}; B: as many at {other.address}. First index with A != B to the byte {place.address}, else ${none:02X}.",
        f"byte[{place.address}] = min i with a[i] != b[i], else ${none:02X}; a: {_what(one)}, b: {_what(other)}.",
        f"My save check wants to know the first wrong entry: {_what(one)} against the copy at {other.address}. Index to {place.address}, ${none:02X} when all match.",
    )


def matching_places(draw: Drawer) -> Made:
    one = draw.array(8)
    other, count = draw.array(8, one.length), draw.variable(8)
    more = Set(count, Binary("add", Read(count), Number(1)))
    program = (
        Set(count, Number(0)),
        Each((one, other), (If(Compared("==", Read(Here(one)), Read(Here(other))), (more,)),)),
    )
    return program, (
        f"Write a routine for a quiz: count at how many places the {_what(one)} equal those at {other.address}; result byte {count.address}.",
        f"How many positions agree between two arrays of {one.length} bytes ({one.address} and {other.address})? Store it in {count.address}.",
        f"byte[{count.address}] = |{{i : a[i] = b[i]}}|, a: {_what(one)}, b: {_what(other)}.",
        f"The player's guess ({_what(one)}) is marked against the solution at {other.address}: one point at {count.address} for each right place, from 0.",
    )


def mix_together(draw: Drawer) -> Made:
    one = draw.array(draw.one(8, 8, 16))
    other, target = draw.array(one.width, one.length), draw.array(one.width, one.length)
    how = draw.one("average", "max", "min", "add", "xor", "distance")
    words = {
        "average": "the mean (rounded down; the sum may carry)",
        "max": "the larger (unsigned)",
        "min": "the smaller (unsigned)",
        "add": "the sum (wrapping)",
        "xor": "the exclusive or",
        "distance": "the difference, larger minus smaller (unsigned),",
    }[how]
    loop = Each((one, other, target), (Set(Here(target), Binary(how, Read(Here(one)), Read(Here(other)))),))
    return (loop,), (
        f"Write a routine that combines two lists: {words} of each pair from the {_what(one)} and the {_what(other)} goes to the {_what(target)}.",
        f"How do I blend two arrays of {one.length} {'bytes' if one.width == 8 else 'words'}, {one.address} and {other.address}, into {target.address}? Take {words} of each pair.",
        f"t[i] = {how}(a[i], b[i]) for i < {one.length}; a: {one.address}, b: {other.address}, t: {target.address}; {'bytes' if one.width == 8 else 'words'}; that is {words}.",
        f"Two height maps ({one.address}, {other.address}, {one.length} {'bytes' if one.width == 8 else 'words'} each) become one at {target.address}: for every column {words} of both.",
    )


def swap_lists(draw: Drawer) -> Made:
    one = draw.array(draw.one(8, 16))
    other = draw.array(one.width, one.length)
    return (Each((one, other), (Swap(Here(one), Here(other)),)),), (
        f"Write a routine that exchanges the {_what(one)} with the {_what(other)}.",
        f"How do I swap two blocks of {one.length} {'bytes' if one.width == 8 else 'words'}: {one.address} and {other.address}?",
        f"a[i] <-> b[i] for all i < {one.length}; a = {_what(one)}, b = {_what(other)}.",
        f"Players take turns: what lies in {_what(one)} goes to {other.address} and the other way round.",
    )


def recent_values(draw: Drawer) -> Made:
    history = draw.array(draw.one(8, 16), draw.one(4, 6, 8, 12, 16))
    value = draw.variable(history.width)
    newest_first = draw.maybe(0.6)
    program = (Shove(history, newest_first, Read(value)),)
    order = (
        "the newest stands first, all others move one place back and the last one is forgotten"
        if newest_first
        else "the oldest (first) one is dropped, all others move one place forward and the new one stands last"
    )
    return program, (
        f"Write a routine that remembers the last {history.length} values of {value.address} ({'byte' if history.width == 8 else 'word'}) in the list at {history.address}: {order}.",
        f"How do I keep a history of {history.length} {'bytes' if history.width == 8 else 'words'} at {history.address}? New value: {value.address}; {order}.",
        f"history({_what(history)}).{'push_front' if newest_first else 'pop_front, push_back'}({value.address}), length stays {history.length}: {order}.",
        f"The ghost follows old positions. {_what(history)} hold them; on each call, {order}. The new one comes from {value.address}.",
    )


def turn_round(draw: Drawer) -> Made:
    array = draw.array(draw.one(8, 16))
    first = Algorithms(draw).own("first", array.width)
    if draw.maybe(0.5):
        return (Reverse(array),), (
            f"Write a routine that turns the {_what(array)} round: the last becomes the first.",
            f"How do I reverse an array in place? {_what(array)}.",
            f"a[i] <-> a[{array.length - 1} - i]; a: {_what(array)}.",
            f"The queue walks home: the order of the {_what(array)} has to be the other way round afterwards.",
        )
    program = (Set(first, Read(Item(array, Number(0)))), Shove(array, False, Read(first)))
    return program, (
        f"Write a routine that rotates the {_what(array)} by one place: each moves one place to the front, and the first one goes to the end.",
        f"How do I cycle a list? {_what(array)}; new a[i] = old a[i + 1], new last = old first.",
        f"rotate left by one element: {_what(array)}.",
        f"Palette animation: the {_what(array)} move one step down, and the one that falls out at {array.address} comes back at the top.",
    )


def power_of_list(draw: Drawer) -> Made:
    array, result = draw.array(8), draw.variable(8)
    limit = draw.rng.randrange(20, 255)
    program = (
        Set(result, Number(0)),
        Each((array,), (Set(result, Saturating("add", Read(result), Read(Here(array)), limit)),)),
    )
    return program, (
        f"Write a routine that adds up the {_what(array)} but never lets the sum, the byte {result.address}, get above {limit}.",
        f"How do I total {_what(array)} into one byte ({result.address}) that stays at {limit} once it gets there?",
        f"byte[{result.address}] = min(sum of {_what(array)}, {limit}).",
        f"My alarm meter at {result.address} is the sum of all {array.length} noise values from {array.address}, with {limit} as the end of the scale.",
    )


def weights(draw: Drawer) -> Made:
    one, total = draw.array(8, draw.one(3, 4, 5, 6, 8)), draw.variable(16)
    limit = draw.rng.randrange(10, 200)
    where = Compared(draw.one("<", ">="), Read(Here(one)), Number(limit))
    word = f"below {limit}" if where.relation == "<" else f"{limit} or more"
    return (Set(total, Fold("sum", one, Widened(Read(Here(one))), where)),), (
        f"Write a routine that sums those of the {_what(one)} that are {word} (unsigned); 16-bit sum to {total.address}.",
        f"How do I add only entries {word}? List: {_what(one)}; word result at {total.address}.",
        f"word[{total.address}] = sum of a[i] where a[i] {where.relation} {limit}, a: {_what(one)}.",
        f"Tax: every purse among the {_what(one)} that holds {word} counts with its full value; the word {total.address} is what they come to.",
    )


def search_last(draw: Drawer) -> Made:
    array, place = draw.array(draw.one(8, 16)), draw.variable(8)
    wanted = draw.variable(array.width)
    last, none = draw.maybe(0.4), draw.one(0xFF, 0x80)
    found = Compared("==", Read(Here(array)), Read(wanted))
    return (Set(place, Position(array, found, none, last)),), (
        f"Write a routine that searches the {_what(array)} for the value at {wanted.address} and stores the index (from 0) of its {'last' if last else 'first'} occurrence at {place.address}, ${none:02X} if it does not occur.",
        f"How do I look up which entry holds the {'byte' if array.width == 8 else 'word'} at {wanted.address}? Entries: {_what(array)}; index of the {'last' if last else 'first'} one to {place.address}; not there: ${none:02X}.",
        f"byte[{place.address}] = {'last' if last else 'first'} i with a[i] == [{wanted.address}], else ${none:02X}; a: {_what(array)}.",
        f"A key fits one of {array.length} locks ({_what(array)}). Which lock has the number in {wanted.address}? Index to {place.address} ({'the last' if last else 'the first'} if several), ${none:02X} for none.",
    )


def copies(draw: Drawer) -> Made:
    source = draw.array(draw.one(8, 16))
    target = draw.array(source.width, source.length)
    back = draw.maybe(0.3)
    return (Copy(source, target, back),), (
        f"Write a routine that copies the {_what(source)} to {target.address}{' in reverse order' if back else ''}.",
        f"How do I {'write a list backwards' if back else 'duplicate a list'}? From {_what(source)} to {target.address}.",
        f"t[i] = s[{f'{source.length - 1} - i' if back else 'i'}], i = 0..{source.length - 1}; s: {_what(source)}; t: {target.address}.",
        f"I back up the {_what(source)} to {target.address} before the cutscene{', last element first' if back else ''}.",
    )


def replace_all(draw: Drawer) -> Made:
    array = draw.array(8)
    old, new = draw.rng.sample(range(256), 2)
    loop = Each((array,), (If(Compared("==", Read(Here(array)), Number(old)), (Set(Here(array), Number(new)),)),))
    return (loop,), (
        f"Write a routine that replaces every ${old:02X} among the {_what(array)} by ${new:02X}.",
        f"How do I substitute ${new:02X} for ${old:02X} in {_what(array)}?",
        f"a[i] == ${old:02X} -> a[i] = ${new:02X}; a: {_what(array)}.",
        f"All closed doors (${old:02X}) in my list of {array.length} bytes from {array.address} open at once: they become ${new:02X}.",
    )


def parity_of_list(draw: Drawer) -> Made:
    array, result = draw.array(8), draw.variable(8)
    operation = draw.one("xor", "or", "and")
    words = {"xor": "exclusive or", "or": "or", "and": "and"}[operation]
    return (Set(result, Fold(operation, array, Read(Here(array)))),), (
        f"Write a routine that stores the bitwise {words} of the {_what(array)} at {result.address}.",
        f"How do I combine {array.length} flag bytes ({array.address} ff.) with {words} into {result.address}?",
        f"byte[{result.address}] = a[0] {operation} a[1] {operation} ... a[{array.length - 1}]; a at {array.address}.",
        f"Each of my {array.length} rooms has a byte from {array.address} on. Bits that are {'set in all of them' if operation == 'and' else 'set in at least one' if operation == 'or' else 'set in an odd number of them'} shall be set in {result.address}, the others clear.",
    )


def all_within(draw: Drawer) -> Made:
    array, limit = draw.array(draw.one(8, 16)), draw.rng.randrange(5, 250)
    every = draw.maybe(0.5)
    condition = Compared("<" if every else ">=", Read(Here(array)), Number(limit, array.width))
    words = f"all of the {_what(array)} are below {limit}" if every else f"one of the {_what(array)} is {limit} or more"
    return (Report(Some(array, condition, every)),), (
        f"Write a routine that returns with carry set if {words}, else clear (unsigned).",
        f"How do I check that {words}? Answer in the carry; unsigned.",
        f"carry = {'all' if every else 'any'} a[i] {condition.relation} {limit}; a: {_what(array)}; unsigned.",
        f"Sanity check before saving: I need the carry to tell whether {words}.",
    )


def count_equal_to(draw: Drawer) -> Made:
    array, count = draw.array(8), draw.variable(8)
    mask = draw.rng.choice((0x80, 0x01, 0x40, 0x0F, 0xF0, 0x03))
    which = draw.one("any", "none", "all")
    words = {"any": "at least one bit", "none": "no bit", "all": "every bit"}[which]
    return (Set(count, Count(array, Bits(Read(Here(array)), mask, which))),), (
        f"Write a routine that counts those of the {_what(array)} that have {words} of mask ${mask:02X} set; count to {count.address}.",
        f"How many of {array.length} bytes from {array.address} have {words} of ${mask:02X} on? To {count.address}.",
        f"byte[{count.address}] = count of a[i] & ${mask:02X} {'!= 0' if which == 'any' else '== 0' if which == 'none' else f'== ${mask:02X}'}, a: {_what(array)}.",
        f"A stock list at {array.address} with {array.length} entries: I need the number with {words} of ${mask:02X} set, in {count.address}.",
    )


def thermometer(draw: Drawer) -> Made:
    bar = draw.array(8, draw.one(6, 8, 10, 12, 16))
    filled = draw.variable(8)
    full, empty = draw.rng.sample(range(256), 2)
    value = Chosen(Compared("<", Index(), Read(filled)), Number(full), Number(empty))
    return (Each((bar,), (Set(Here(bar), value),)),), (
        f"Write a routine that draws a bar of {bar.length} tiles at {bar.address} (bytes): the first byte[{filled.address}] of them are ${full:02X}, the others ${empty:02X}. A number of {bar.length} or more fills all.",
        f"How do I show a meter? {bar.length} tile bytes from {bar.address}; as many ${full:02X} as the byte {filled.address} says (at most all), then ${empty:02X}.",
        f"t[i] = i < byte[{filled.address}] ? ${full:02X} : ${empty:02X}, i = 0..{bar.length - 1}, t at {bar.address}.",
        f"My stamina gauge has {bar.length} cells ({bar.address} ff.). Fill cells from the left with ${full:02X} for each point in {filled.address}; the remaining ones get ${empty:02X}.",
    )


RECIPES = (
    count_changes,
    count_rises,
    longest_streak,
    sums_so_far,
    gather_wanted,
    first_difference,
    matching_places,
    mix_together,
    swap_lists,
    recent_values,
    turn_round,
    power_of_list,
    weights,
    search_last,
    copies,
    replace_all,
    parity_of_list,
    all_within,
    count_equal_to,
    thermometer,
)
