"""Table lookups: interpolation, steps, pairs, rates, two levels, reverse, matrices."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Each,
    Expression,
    Half,
    Here,
    If,
    Product,
    Quotient,
    Read,
    Scaled,
    Shifted,
    Stop,
    Switch,
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
    listed,
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

_Operation = Literal["add", "subtract", "and", "or", "xor", "min", "max", "distance"]


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def interpolate_table(draw: Drawer) -> Made:
    points = draw.one(5, 9)
    curve = Table("CurveTable", "curve point", tuple(draw.rng.randrange(256) for _ in range(points)))
    shift = 6 if points == 5 else 5
    x, y = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    place, part = own("place"), own("part")
    first, second = at(curve, place), at(curve, plus(place, 1))
    way = Half(Shifted(Product(Binary("distance", Read(first), Read(second)), Read(part)), "right", shift), high=False)
    program = (
        put(place, Shifted(Read(x), "right", shift)),
        put(part, masked(x, (1 << shift) - 1)),
        put(y, way),
        If(check(second, ">=", first), (put(y, plus(first, y)),), (put(y, minus(first, y)),)),
    )
    return program, (
        f"Write a routine that interpolates in its own table {listed(curve)}: the top {8 - shift} bits of the byte {x.address} are the index i, the low {shift} bits the fraction f of {1 << shift}. The step |t[i + 1] - t[i]| * f / {1 << shift}, rounded down, is added to t[i] if t[i + 1] is not smaller, else subtracted from it. Result to {y.address}.",
        f"How do I evaluate a piecewise linear curve? {points} points every {1 << shift} units of x: {listed(curve)}. x: byte {x.address}; y to byte {y.address}; round the step between two points down, whichever way it goes.",
        f"i = x >> {shift}; f = x & {(1 << shift) - 1}; d = |t[i + 1] - t[i]| * f >> {shift}; byte[{y.address}] = t[i + 1] >= t[i] ? t[i] + d : t[i] - d; x = byte[{x.address}]; t = {listed(curve)}.",
        f"The mountain's height is known at {points} spots, {1 << shift} steps apart: {listed(curve)} (take them along as a table). I've walked {x.address} steps from the first. How high am I, with a straight slope between spots, the height gained or lost since the last spot rounded down? {y.address}.",
    )


def threshold_value(draw: Drawer) -> Made:
    steps = draw.one(3, 4, 5)
    limits = tuple(sorted(draw.rng.sample(range(5, 250), steps)))
    values = tuple(draw.rng.sample(range(256), steps + 1))
    limit_table, value_table = Table("LimitTable", "limit", limits), Table("ValueTable", "value", values)
    x, y = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(place, 0),
        While(
            check(place, "<", steps),
            (when(check(x, "<", at(limit_table, place)), Stop()), more(place)),
        ),
        put(y, at(value_table, place)),
    )
    parts = ", ".join(f"{value} below {limit}" for value, limit in zip(values, limits, strict=False))
    return program, (
        f"Write a routine that looks up a step function: for the byte {x.address} the value is {parts}, and {values[-1]} from {limits[-1]} up (the first limit that it is below decides). Store it at {y.address}.",
        f"How do I do a rate table? x: byte {x.address}. Limits {', '.join(map(str, limits))}; values {', '.join(map(str, values))}, one more than limits. The number of limits <= x selects the value; byte {y.address}.",
        f"byte[{y.address}] = ({', '.join(map(str, values))})[#{{t in ({', '.join(map(str, limits))}): t <= byte[{x.address}]}}].",
        f"Tolls by weight {x.address}: {parts}; heavier ones (from {limits[-1]}) {values[-1]}. What does this wagon pay? Write it to {y.address}.",
    )


def pair_of_tables(draw: Drawer) -> Made:
    length = draw.one(4, 6, 8)
    xs, ys = draw.table(length), draw.table(length)
    kind, x, y = draw.variable(8, below=length), draw.variable(8), draw.variable(8)
    program = (more(x, at(xs, kind)), more(y, at(ys, kind)))
    return program, (
        f"Write a routine that moves {x.address} and {y.address} (bytes, wrapping) by entry byte[{kind.address}] of two tables of its own, for x {listed(xs)}, for y {listed(ys)}; the index is below {length}.",
        f"How do I add an offset pair from tables? Index {kind.address} (0 to {length - 1}); x {x.address} += ({listed(xs)})[i]; y {y.address} += ({listed(ys)})[i]; mod 256.",
        f"i = byte[{kind.address}] < {length}; byte[{x.address}] += dx[i]; byte[{y.address}] += dy[i]; dx = {listed(xs)}; dy = {listed(ys)}.",
        f"Move number {kind.address} of {length} dance moves shifts the dancer at {x.address}, {y.address} by a fixed amount per move: sideways {listed(xs)}, forwards {listed(ys)} (bytes that wrap, so $FF is one back). Bring the lists along. No other move numbers occur.",
    )


def operation_by_number(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    which = draw.variable(8, below=4)
    left, right = draw.variable(width), draw.variable(width)
    words: dict[_Operation, str] = {
        "add": "a + b", "subtract": "a - b", "and": "a AND b", "or": "a OR b", "xor": "a XOR b",
        "min": "the smaller of both", "max": "the larger of both", "distance": "their absolute difference",
    }  # fmt: skip
    kinds = draw.rng.sample(list(words), 4)
    cases = tuple((n, (put(left, Binary(kind, Read(left), Read(right))),)) for n, kind in enumerate(kinds))
    program = (Switch(Read(which), cases),)
    told = ", ".join(f"{n}: {words[kind]}" for n, kind in enumerate(kinds))
    return program, (
        f"Write a routine that replaces the {size(left)} a at {left.address} by what operation byte[{which.address}] makes of it and the {size(right)} b at {right.address}: {told}. Unsigned, modulo {1 << width}; the operation is 0 to 3.",
        f"How do I choose one of four operations at run time? Selector {which.address} (< 4), a {left.address}, b {right.address} ({width} bits, unsigned); a = {told}.",
        f"a = op(a, b) with op by byte[{which.address}] (0-3): {told}; a = {size(left)}[{left.address}], b = {size(right)}[{right.address}].",
        f"A calculator in the lab has four keys, the pressed one's number (0 to 3) is in {which.address}. They do: {told}, where a is the display {left.address} and b the entry {right.address} ({size(left)}s, no signs). Show the result in the display.",
    )


def exchange_rates(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8)
    rates = Table("RateTable", "rate", tuple(draw.rng.sample(range(2, 60), length)))
    kind, amount, result = draw.variable(8, below=length), draw.variable(8), draw.variable(16)
    back = draw.maybe(0.4)
    if back:
        program = (put(result, Quotient(Widened(Read(amount)), Read(at(rates, kind)))),)
    else:
        program = (put(result, Product(Read(amount), Read(at(rates, kind)))),)
    verb, sign = ("divides", "/") if back else ("multiplies", "*")
    return program, (
        f"Write a routine that {verb} the byte {amount.address} by rate number byte[{kind.address}] (below {length}) of its own table {listed(rates)} and stores the word at {result.address}{' (rounded down)' * back}.",
        f"How do I convert with a per-kind factor? Amount: byte {amount.address}; kind: byte {kind.address} (0-{length - 1}); factors {listed(rates)}; word {result.address} = amount {sign} factor{', truncated' * back}.",
        f"word[{result.address}] = byte[{amount.address}] {sign} ({listed(rates)})[byte[{kind.address}]]; index < {length}.",
        f"{length} countries, {length} currencies. {'For one of my coins I have to hand over' if back else 'For one coin of'} {'so many coins of each' if back else 'each I get'}: {', '.join(map(str, rates.values))}. How many {'of mine are' if back else 'do I get for'} {amount.address} coins of country {kind.address} (0 to {length - 1}){' worth, whole ones' * back}? Answer in {result.address}, two bytes.",
    )


def two_level_lookup(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    groups = draw.array(8, draw.one(6, 8, 10, 12, 16))
    values = draw.table(length)
    thing, result = draw.variable(8, below=groups.length), draw.variable(8)
    group = masked(at(groups, thing), length - 1)
    program = (put(result, at(values, group)),)
    return program, (
        f"Write a routine that looks up in two steps: entry byte[{thing.address}] (below {groups.length}) of the {where(groups)}, of which only the low {length.bit_length() - 1} bits count, is the index into its own table {listed(values)}; what is there goes to {result.address}.",
        f"How do I map a thing to its class and the class to a value? Thing {thing.address} (< {groups.length}); class = byte at {groups.address} + thing, & {length - 1}; value = ({listed(values)})[class]; byte {result.address}.",
        f"byte[{result.address}] = t[byte[{groups.address} + byte[{thing.address}]] & {length - 1}]; t = {listed(values)}; byte[{thing.address}] < {groups.length}.",
        f"Room {thing.address} (0 to {groups.length - 1}) has a mood in the low bits ({length.bit_length() - 1} of them) of its byte in the list {groups.address}, and each of the {length} moods has its song: {listed(values)}. Which song is to be played? {result.address}.",
    )


def reverse_lookup(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8)
    codes = Table("CodeTable", "code", tuple(draw.rng.sample(range(256), length)))
    code, number = draw.variable(8), draw.variable(8)
    unknown = draw.one(0xFF, 0x80, length)
    place = Algorithms(draw).own("place")
    program = (
        put(number, unknown),
        put(place, 0),
        While(
            check(place, "<", length),
            (when(check(at(codes, place), "==", code), put(number, place), Stop()), more(place)),
        ),
    )
    return program, (
        f"Write a routine that turns the code {code.address} into its number: its place, from 0, in {listed(codes)}. Unknown codes give ${unknown:02X}. Result to {number.address}.",
        f"How do I invert a table lookup? Table: {listed(codes)}; find the index of the byte {code.address}; ${unknown:02X} if it isn't in it; byte {number.address}.",
        f"byte[{number.address}] = ({listed(codes)}).index(byte[{code.address}]) or ${unknown:02X} if absent.",
        f"Stamps in my hack have odd numbers: {', '.join(f'${c:02X}' for c in codes.values)} are the stamps 0, 1, 2 and so on. Which one is {code.address}? Put it into {number.address}, ${unknown:02X} for no stamp at all.",
    )


def bits_to_sum(draw: Drawer) -> Made:
    flags, total = draw.variable(8), draw.variable(draw.one(8, 16))
    worth = Table(
        "WorthTable", "worth", tuple(draw.rng.randrange(1, 30 if total.width == 8 else 250) for _ in range(8))
    )
    own = Algorithms(draw).own
    rest, place = own("rest"), own("place")
    gain: Expression = Read(at(worth, place)) if total.width == 8 else Widened(Read(at(worth, place)))
    program = (
        put(total, 0),
        put(rest, flags),
        put(place, 0),
        While(
            check(rest, "!=", 0),
            (
                when(Bits(Read(rest), 1, "any"), more(total, gain)),
                more(place),
                put(rest, Shifted(Read(rest), "right", 1)),
            ),
        ),
    )
    return program, (
        f"Write a routine that adds up the worth of all bits set in the byte {flags.address}: bits 0 to 7 are worth {', '.join(map(str, worth.values))}. The sum goes to the {size(total)} {total.address}.",
        f"How do I total weights by a bit mask? Mask {flags.address}; weight of bit k: entry k of {listed(worth)}; {size(total)} {total.address} = sum over the set bits.",
        f"{size(total)}[{total.address}] = sum(w[k] for k in 0..7 if byte[{flags.address}] >> k & 1); w = {listed(worth)}.",
        f"What do my medals count? I own those with a 1 in {flags.address}; medal 0 (lowest bit) to medal 7 bring {', '.join(map(str, worth.values))} points. All points go to {total.address}, a {size(total)}.",
    )


def next_larger_entry(draw: Drawer) -> Made:
    length = draw.one(4, 5, 6, 8)
    sizes = tuple(sorted(draw.rng.sample(range(1, 250), length)))
    table = Table("SizeTable", "size", sizes)
    need, chosen = draw.variable(8), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (
        put(chosen, 0),
        put(place, 0),
        While(
            check(place, "<", length),
            (when(check(at(table, place), ">=", need), put(chosen, at(table, place)), Stop()), more(place)),
        ),
    )
    return program, (
        f"Write a routine that picks the smallest standard size not below the byte {need.address}: sizes are {', '.join(map(str, sizes))}. It goes to {chosen.address}; 0 if even the largest is too small.",
        f"How do I round up to the next entry of {listed(table)}? Need: byte {need.address}; first entry >= need to byte {chosen.address}; none: 0.",
        f"byte[{chosen.address}] = min(s in ({', '.join(map(str, sizes))}) with s >= byte[{need.address}]), or 0 if there is none.",
        f"Boxes are sold in the sizes {', '.join(map(str, sizes))}. Which one do I need for {need.address} eggs? The least that will hold them; {chosen.address} = 0 if no box is big enough.",
    )


def combination_matrix(draw: Drawer) -> Made:
    side = draw.one(3, 4, 4)
    results = Table("MixTable", "mix", tuple(draw.rng.randrange(256) for _ in range(side * side)))
    one, other, mixed = draw.variable(8, below=side), draw.variable(8, below=side), draw.variable(8)
    place = Algorithms(draw).own("place")
    program = (put(place, plus(Scaled(Read(one), side), other)), put(mixed, at(results, place)))
    rows = "; ".join(", ".join(f"${v:02X}" for v in results.values[r * side : r * side + side]) for r in range(side))
    return program, (
        f"Write a routine that looks up a {side} by {side} matrix of its own, rows {rows}: row byte[{one.address}], column byte[{other.address}] (both below {side}); the entry goes to {mixed.address}.",
        f"How do I read a two-dimensional constant table? {side} rows of {side} bytes: {rows}. Row index {one.address}, column index {other.address}, each < {side}; entry -> byte {mixed.address}.",
        f"byte[{mixed.address}] = t[{side} * byte[{one.address}] + byte[{other.address}]]; both < {side}; t = {listed(results)}.",
        f"Mixing herbs: what {side} herbs make with each other is fixed. Herb 0 with 0, 1, ...; then herb 1 with those, and so on: {rows}. The pot has herb {one.address} and you add {other.address} (0 to {side - 1}). The outcome belongs in {mixed.address}.",
    )


def fill_in_defaults(draw: Drawer) -> Made:
    length = draw.one(3, 4, 5, 6, 8)
    settings = draw.array(8, length)
    limits = Table("MaximumTable", "maximum", tuple(draw.rng.randrange(1, 20) for _ in range(length)))
    repaired = draw.variable(8)
    index = Algorithms(draw).own("place")
    program = (
        put(repaired, 0),
        put(index, 0),
        Each(
            (settings,),
            (
                when(check(Here(settings), ">", at(limits, index)), put(Here(settings), 0), more(repaired)),
                more(index),
            ),
        ),
    )
    return program, (
        f"Write a routine that checks the {where(settings)} against its own maxima {', '.join(map(str, limits.values))}: one that is greater than its maximum becomes 0. How many were corrected goes to {repaired.address}.",
        f"How do I sanitize options? a: {where(settings)}; m = {listed(limits)}; a[i] > m[i] (unsigned) -> a[i] = 0; count of these -> byte {repaired.address}.",
        f"n = 0; for i < {length}: if a[i] > m[i]: a[i] = 0, ++n; byte[{repaired.address}] = n; a = bytes at {settings.address}; m = {listed(limits)}.",
        f"After loading, impossible settings must go. There are {length}, from {settings.address}, and the highest allowed numbers are {', '.join(map(str, limits.values))}. Reset what is higher to 0 and count it in {repaired.address}.",
    )


RECIPES = (
    interpolate_table,
    threshold_value,
    pair_of_tables,
    operation_by_number,
    exchange_rates,
    two_level_lookup,
    reverse_lookup,
    bits_to_sum,
    next_larger_entry,
    combination_matrix,
    fill_in_defaults,
)
