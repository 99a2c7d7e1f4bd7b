"""Tables at work: triangles, quarters, hops, tiers, growth, selectors, rows, handlers, two steps of indexing."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Each,
    Field,
    Here,
    If,
    Index,
    Joined,
    Number,
    Product,
    Read,
    Repeat,
    Saturating,
    Scaled,
    Stop,
    Table,
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
    either,
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


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def next_state_handler(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    state, handler = draw.variable(8), draw.variable(16)
    addresses = tuple(0x8000 + draw.rng.randrange(0x7F00) for _ in range(count))
    lows = Table("HandlerLowTable", "low byte", tuple(one & 0xFF for one in addresses))
    highs = Table("HandlerHighTable", "high byte", tuple(one >> 8 for one in addresses))
    told = ", ".join(f"${one:04X}" for one in addresses)
    program = (
        more(state),
        when(check(state, ">=", count), put(state, 0)),
        put(handler, Joined(Read(at(highs, state)), Read(at(lows, state)))),
    )
    return program, (
        f"Go to the next state: raise the byte {state.address} by one, back to 0 from {count} on, and store the address of the new state's routine as a word at {handler.address}. The routines of states 0 to {count - 1} are at {told}.",
        f"if ++s >= {count} (a byte, 255 + 1 = 0): s = 0; word[{handler.address}] = [{told}][s]; s = byte {state.address}.",
        f"State byte {state.address}: +1, cyclic over {count} states (too large: 0). Its handler from {told} -> word {handler.address}.",
        f"How do I step a boss through his phases and pick the code for it? Phase number {state.address} is counted up, after phase {count - 1} (or anything higher) comes 0. Pointers by phase: {told}. The new phase's pointer belongs at {handler.address}, two bytes.",
    )


def field_by_two_keys(draw: Drawer) -> Made:
    kinds, levels = draw.slots(8, 8)
    prices = draw.array(16, kinds.length)
    kind, level, price = draw.variable(8), draw.variable(8), draw.variable(16)
    missing = draw.one(0, 0xFFFF, 9999)
    program = (
        put(price, missing),
        Each(
            (kinds, levels, prices),
            (
                when(
                    Both(check(Here(kinds), "==", kind), check(Here(levels), "==", level)),
                    put(price, Here(prices)),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Look up a price by two keys: the first of {kinds.length} entries with kind (bytes from {kinds.address}) equal to byte[{kind.address}] and level (bytes from {levels.address}) equal to byte[{level.address}] gives its word from the list at {prices.address}, to be stored at {price.address}. If no entry fits, store {missing}.",
        f"word[{price.address}] = p[i] for the first i < {kinds.length} with k[i] == [{kind.address}] and l[i] == [{level.address}], else {missing}. k {kinds.address}, l {levels.address} (bytes), p {prices.address} (words).",
        f"SELECT price WHERE kind = [{kind.address}] AND level = [{level.address}]: columns {kinds.address}, {levels.address} (bytes), {prices.address} (words), {kinds.length} rows. First hit -> {price.address}; none: {missing}.",
        f"How do I find what a blade of this sort and quality costs? {kinds.length} offers: sorts {kinds.address}, qualities {levels.address}, prices {prices.address} (16 bits). Wanted: sort {kind.address}, quality {level.address}. Price of the first such offer, or {missing}, to {price.address}.",
    )


def quarter_of_a_wave(draw: Drawer) -> Made:
    angle, height = draw.variable(8), draw.variable(8)
    quarter = Table("QuarterTable", "quarter wave", draw.one((0, 49, 90, 117), (0, 24, 45, 59), (0, 12, 22, 30)))
    step = Algorithms(draw).own("step")
    peak = draw.one(127, 64, 32)
    program = (
        put(step, Field(Read(angle), 0, 3)),
        If(
            check(step, "==", 4),
            (put(height, peak),),
            (
                when(check(step, ">", 4), put(step, minus(8, step))),
                put(height, at(quarter, step)),
            ),
        ),
        when(Bits(Read(angle), 8, "any"), put(height, Unary("negate", Read(height)))),
    )
    return program, (
        f"Make a full wave of 16 steps from a quarter: with step n = low 4 bits of {angle.address}, take m = n & 7; the height is {listed(quarter)} for m = 0 to 3, {peak} for 4, and for 5 to 7 that of 8 - m. If bit 3 of n is set, negate it (two's complement). Store it at {height.address}.",
        f"m = a & 7; h = m == 4 ? {peak} : [{listed(quarter)}][m < 4 ? m : 8 - m]; byte[{height.address}] = a & 8 ? -h : h; a = byte {angle.address}.",
        f"Sine by symmetry, 16 steps: quarter {listed(quarter)}, peak {peak} at step 4, mirrored for 5-7, negative for 8-15. Step = [{angle.address}] & 15; result (signed byte) -> {height.address}.",
        f"How do I let something bob with a four-entry table? Phase {angle.address}, only the lowest four bits count. It rises over {listed(quarter)}, reaches {peak} in phase 4, falls the same way back (phase 5 is like 3, 7 like 1), and phases 8 to 15 are the same with the other sign. Signed byte to {height.address}.",
    )


def cost_up_to_level(draw: Drawer) -> Made:
    count = draw.one(4, 5, 6, 8)
    costs, level = draw.table(count), draw.variable(8, below=count + 1)
    total = draw.variable(16)
    place = Algorithms(draw).own("place")
    program = (
        put(total, 0),
        put(place, 0),
        While(
            check(place, "<", level),
            (more(total, Widened(Read(at(costs, place)))), more(place)),
        ),
    )
    return program, (
        f"Step i of training costs {listed(costs)} (i = 0 to {count - 1}). Store what the first byte[{level.address}] steps (0 to {count}) cost altogether as a word at {total.address}.",
        f"word[{total.address}] = sum([{listed(costs)}][:n]); n = byte {level.address} <= {count}.",
        f"Cumulated cost: entries 0 to n - 1 of {listed(costs)}, n = [{level.address}] (at most {count}), 16-bit sum to {total.address}.",
        f"How do I compute the refund for an upgraded tower? It has reached level {level.address}, never above {count}. The upgrades to level 1, 2 and so on cost {listed(costs)}. Everything paid so far goes to the word {total.address}; a new tower (level 0) gives 0.",
    )


def bond_of_a_pair(draw: Drawer) -> Made:
    people = draw.one(4, 5, 6)
    bonds = draw.array(8, people * (people - 1) // 2)
    one, two = draw.variable(8, below=people), draw.variable(8, below=people)
    result = draw.variable(8)
    starts = Table("StartTable", "start", tuple(n * (n - 1) // 2 if n else 0 for n in range(people)))
    own = Algorithms(draw).own
    low, high = own("low"), own("high")
    program = (
        when(check(one, "==", two), put(result, 0), Stop()),
        put(high, Binary("max", Read(one), Read(two))),
        put(low, Binary("min", Read(one), Read(two))),
        put(result, at(bonds, plus(at(starts, high), low))),
    )
    n = bonds.length
    return program, (
        f"The friendship of each pair of {people} people is kept once, in {n} bytes at {bonds.address}: people a < b have the byte number b * (b - 1) / 2 + a. Store the friendship of byte[{one.address}] and byte[{two.address}] (both below {people}, in any order) at {result.address}, 0 if they are the same person.",
        f"a == b: 0, else t[hi * (hi - 1) / 2 + lo] -> byte {result.address}; a [{one.address}], b [{two.address}] < {people}; t = {n} bytes {bonds.address}; hi/lo = larger/smaller.",
        f"Symmetric {people} x {people} table without diagonal, stored as a triangle ({bonds.address}, row b holds a = 0..b-1, {n} bytes). Entry for [{one.address}], [{two.address}] (in range) -> {result.address}; equal: 0.",
        f"How do I look a pair up in a triangular table? Characters 0 to {people - 1}; who likes whom is mutual, so I store (0,1), (0,2), (1,2), (0,3) and so on as bytes from {bonds.address}. For the two in {one.address} and {two.address} (either may be the greater) I need the byte at {result.address}; somebody with himself: 0.",
    )


def evolve_by_level(draw: Drawer) -> Made:
    count = draw.one(4, 5, 6)
    kind, level = draw.variable(8, below=count), draw.variable(8)
    needs = Table("NeedTable", "level needed", tuple(sorted(draw.rng.sample(range(5, 90), count))))
    forms = Table(
        "FormTable", "next form", tuple(draw.rng.choice([f for f in range(count) if f != n]) for n in range(count))
    )
    program = (
        If(
            check(level, ">=", at(needs, kind)),
            (put(kind, at(forms, kind)), put(level, 1)),
            (more(level),),
        ),
    )
    told = ", ".join(str(one) for one in forms.values)
    levels = ", ".join(str(one) for one in needs.values)
    return program, (
        f"Monster kind byte[{kind.address}] (below {count}) at level byte[{level.address}] trains: if the level is at least the one its kind needs ({levels} for kinds 0 to {count - 1}), it turns into kind {told} (by old kind) and its level becomes 1; otherwise the level goes up by one.",
        f"l >= [{levels}][k] ? (k = [{told}][k], l = 1) : ++l; k {kind.address} < {count}, l {level.address}; bytes.",
        f"Evolution: kind {kind.address} (0-{count - 1}), level {level.address}. Thresholds {levels}; successors {told}. Reached: change kind, level 1. Not reached: level + 1.",
        f"How do I handle promotion? A soldier of class {kind.address} (always under {count}) and rank {level.address} gets a medal. The ranks where the classes end are {levels}; who is there (or above) joins class {told}, depending on the class he leaves, with rank 1. Anyone else rises one rank.",
    )


def shimmer(draw: Drawer) -> Made:
    lights = draw.array(8, draw.one(4, 6, 8, 10))
    phase, count = draw.variable(8), draw.one(4, 8)
    levels = draw.table(count)
    backwards = draw.maybe(0.4)
    index = masked(minus(phase, Index()) if backwards else plus(phase, Index()), count - 1)
    program = (
        Each((lights,), (put(Here(lights), at(levels, index)),)),
        more(phase),
    )
    sign = "-" if backwards else "+"
    word = "minus" if backwards else "plus"
    return program, (
        f"Let a pattern run along the {where(lights)}: light i gets entry (byte[{phase.address}] {word} i) modulo {count} of {listed(levels)}. Then raise the byte {phase.address} by one.",
        f"for i < {lights.length}: l[i] = [{listed(levels)}][(p {sign} i) & {count - 1}]; ++p. l {lights.address}, p byte {phase.address} (wraps).",
        f"Running light, {lights.length} bytes {lights.address}: value = {listed(levels)} at (phase {sign} position) & {count - 1}; phase byte {phase.address}, +1 afterwards.",
        f"How do I animate a row of {lights.length} torches ({lights.address}) so that brightness travels along it? Brightness cycle: {listed(levels)}. Torch i shows entry number phase {word} i, modulo {count}; the phase is {phase.address} and goes on by one per call (after 255 comes 0).",
    )


def hops_to_target(draw: Drawer) -> Made:
    length = draw.one(4, 8)
    routes = draw.array(8, length)
    start, target = draw.variable(8, below=length), draw.variable(8, below=length)
    hops = draw.variable(8)
    node = Algorithms(draw).own("node")
    program = (
        put(node, start),
        put(hops, 0),
        While(
            check(node, "!=", target),
            (
                put(node, masked(at(routes, node), length - 1)),
                more(hops),
                when(check(hops, "==", length), put(hops, 0xFF), Stop()),
            ),
        ),
    )
    return program, (
        f"Count the steps from room byte[{start.address}] to room byte[{target.address}] (both below {length}) when every room's signpost is followed: the next room is the low {length.bit_length() - 1} bits of its byte among the {where(routes)}. Store the number of steps (0 if it is the same room) at {hops.address}, or $FF if {length} steps have been made, wherever they end.",
        f"n = [{start.address}]; h = 0; while n != [{target.address}]: n = r[n] & {length - 1}, ++h; h == {length}: h = $FF, stop. byte[{hops.address}] = h. r {routes.address}; rooms < {length}.",
        f"Hop count along next[] ({where(routes)}, & {length - 1}) from [{start.address}] to [{target.address}], rooms 0-{length - 1}: 0 to {length - 1}, else $FF. -> {hops.address}.",
        f"How far is it for the mail coach? From stop {start.address} it always goes on to the stop written at {routes.address} + stop (modulo {length}). How many legs until stop {target.address}? It's 0 if it starts there; a coach that isn't there after {length - 1} legs never comes: $FF. Both stops are under {length}; {hops.address}.",
    )


def quantity_discount(draw: Drawer) -> Made:
    amount, unit, bill = draw.variable(8), draw.variable(8), draw.variable(16)
    one, two, three = draw.one((10, 25, 50), (5, 10, 20), (12, 24, 48), (20, 50, 100))
    less_one, less_two, less_three = draw.one((1, 2, 3), (2, 3, 5), (1, 3, 4))
    price = Algorithms(draw).own("price")
    cut = either(
        check(amount, ">=", three),
        less_three,
        either(check(amount, ">=", two), less_two, either(check(amount, ">=", one), Number(less_one), Number(0))),
    )
    program = (
        put(price, Saturating("subtract", Read(unit), cut, 0)),
        put(bill, Product(Read(price), Read(amount))),
    )
    return program, (
        f"Compute a bill with a discount by quantity: byte[{amount.address}] pieces at byte[{unit.address}] each. From {one} pieces on each costs {less_one} less, from {two} on {less_two} less, from {three} on {less_three} less (never below 0). The total goes as a word to {bill.address}.",
        f"d = n >= {three} ? {less_three} : n >= {two} ? {less_two} : n >= {one} ? {less_one} : 0; word[{bill.address}] = n * max(p - d, 0); n {amount.address}, p {unit.address} (bytes).",
        f"Tiered price: unit [{unit.address}], minus {less_one}/{less_two}/{less_three} at {one}/{two}/{three} pieces (floor 0), times count [{amount.address}] -> word {bill.address}.",
        f"How do I reward bulk buyers? They take {amount.address} arrows at {unit.address} rupees. {one} or more: {less_one} off per arrow; {two} or more: {less_two}; {three} or more: {less_three}; an arrow can't cost less than nothing. Sum to {bill.address}, 16 bits.",
    )


def field_by_selector(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    record = draw.array(8, length)
    count = draw.one(3, 4, 5)
    selector, result = draw.variable(8), draw.variable(8)
    offsets = Table("OffsetTable", "offset", tuple(draw.rng.sample(range(length), count)))
    program = (
        If(
            check(selector, "<", count),
            (put(result, at(record, at(offsets, selector))),),
            (put(result, 0),),
        ),
    )
    told = ", ".join(str(one) for one in offsets.values)
    return program, (
        f"Read a field by its number: field byte[{selector.address}] of the {length}-byte record at {record.address} is at offset {told} (fields 0 to {count - 1}). Its byte goes to {result.address}; a field number of {count} or more gives 0.",
        f"byte[{result.address}] = f < {count} ? r[[{told}][f]] : 0; f = byte {selector.address}; r = {record.address}.",
        f"Record {record.address}, {length} bytes. Selector [{selector.address}]: 0-{count - 1} -> offsets {told}; else 0. Value -> {result.address}.",
        f"How do I let a script ask for attributes by number? Attribute {selector.address}: the character's data ({length} bytes at {record.address}) have them at offsets {told}, in the order of their numbers. Unknown numbers ({count} and up) answer 0. Answer in {result.address}.",
    )


def load_wave_row(draw: Drawer) -> Made:
    rows, width = draw.one(3, 4, 5), draw.one(2, 3, 4)
    data = draw.table(rows * width)
    wave, target = draw.variable(8), draw.array(8, width)
    last = rows - 1
    own = Algorithms(draw).own
    read, write = own("read place"), own("write place")
    program = (
        put(read, Scaled(Binary("min", Read(wave), Number(last)), width)),
        put(write, 0),
        Repeat(Number(width), (put(at(target, write), at(data, read)), more(read), more(write))),
    )
    told = " / ".join(
        ", ".join(f"${one:02X}" for one in data.values[row * width : (row + 1) * width]) for row in range(rows)
    )
    return program, (
        f"Set up wave byte[{wave.address}]: copy its {width} bytes to {target.address}. The waves 0 to {last} are {told}; for a higher number use wave {last}.",
        f"{target.address}[0..{width - 1}] = row min([{wave.address}], {last}) of {told}.",
        f"Table of {rows} rows, {width} bytes each: {told}. Row [{wave.address}], clamped to {last}, -> {target.address}.",
        f"How do I load a level's parameters? Level {wave.address} (from 0) has {width} bytes, which belong at {target.address} ff. There are {rows} sets: {told}. From level {last} on it is always the last set.",
    )


def leader_of_team(draw: Drawer) -> Made:
    teams = draw.one(2, 4, 8)
    leaders, members = draw.array(8, teams), draw.one(4, 8)
    healths = draw.array(draw.one(8, 16), members)
    team, result = draw.variable(8, below=teams), draw.variable(healths.width)
    leader = Algorithms(draw).own("leader")
    none = draw.one(0, (1 << healths.width) - 1)
    program = (
        put(leader, at(leaders, team)),
        If(
            check(leader, "<", members),
            (put(result, at(healths, leader)),),
            (put(result, none),),
        ),
    )
    return program, (
        f"Get the health of a team's leader: byte[{team.address}] (below {teams}) picks one of the {where(leaders)}, which is the leader's member number; the {where(healths)} are the members' healths. Store his at {result.address} ({size(healths)}), or {none} if the member number is {members} or more.",
        f"m = l[[{team.address}]]; {result.address} = m < {members} ? h[m] : {none}. l {leaders.address}, team < {teams}; h {healths.length} {size(healths)}s {healths.address}.",
        f"Two-step lookup: team [{team.address}] (0-{teams - 1}) -> member (bytes {leaders.address}) -> {size(healths)} in {healths.address} ({members} of them) -> {result.address}; member number out of range: {none}.",
        f"How do I show how the captain of ship {team.address} is doing? Captains by ship: {leaders.address} (bytes, sailor numbers). Sailors' strength: {healths.length} {size(healths)}s at {healths.address}. The ship exists (0 to {teams - 1}), but it may have no captain, a number from {members} on; then {none}. To {result.address}.",
    )


def grow_all_stats(draw: Drawer) -> Made:
    stats, growth = draw.slots(8, 8)
    most, total = draw.one(99, 200, 255), draw.variable(16)
    program = (
        put(total, 0),
        Each(
            (stats, growth),
            (
                put(
                    Here(stats),
                    Binary("min", Saturating("add", Read(Here(stats)), Read(Here(growth)), 255), Number(most)),
                )
                if most < 255
                else put(Here(stats), Saturating("add", Read(Here(stats)), Read(Here(growth)), 255)),
                more(total, Widened(Read(Here(stats)))),
            ),
        ),
    )
    return program, (
        f"Level up: raise each of the {where(stats)} by its growth, the byte with the same number at {growth.address}, to {most} at most (a value over it becomes {most}). The sum of the new values goes as a word to {total.address}.",
        f"s[i] = min(s[i] + g[i], {most}) without wrap; word[{total.address}] = sum(s). s {stats.address}, g {growth.address}, {stats.length} bytes.",
        f"{stats.length} stats {stats.address} += growth {growth.address}, cap {most} (no 8-bit overflow); new total, 16-bit, to {total.address}.",
        f"How do I apply growth rates when a hero gains a level? His {stats.length} abilities are bytes from {stats.address}, how much each grows is at {growth.address}. No ability exceeds {most}. Afterwards I show the sum of all abilities: {total.address}, a word.",
    )


def pick_by_first_fit_rule(draw: Drawer) -> Made:
    masks, values, actions = draw.slots(8, 8, 8)
    state, action = draw.variable(8), draw.variable(8)
    default = draw.one(0, 0xFF)
    program = (
        put(action, default),
        Each(
            (masks, values, actions),
            (
                when(
                    check(masked(state, Here(masks)), "==", Here(values)),
                    put(action, Here(actions)),
                    Stop(),
                ),
            ),
        ),
    )
    return program, (
        f"Evaluate a rule list: rule i applies if byte[{state.address}] AND the mask (byte i of {masks.address}) equals the value (byte i of {values.address}). The first of {masks.length} rules that applies gives its action (byte i of {actions.address}), to be stored at {action.address}; if none applies, {default}.",
        f"byte[{action.address}] = a[i] for the first i < {masks.length} with [{state.address}] & m[i] == v[i], else {default}. m {masks.address}, v {values.address}, a {actions.address}.",
        f"Decoder: opcode [{state.address}]; {masks.length} patterns mask/value at {masks.address}/{values.address}; result from {actions.address} (first match wins), {default} for unknown. -> {action.address}.",
        f"How do I choose what a villager says from event flags? The flags are {state.address}. Line i of the list is for the moment when the flags, reduced to the mask {masks.address} + i, are exactly {values.address} + i; its text number is {actions.address} + i. {masks.length} lines, the upper ones have precedence. Text number, or {default}, to {action.address}.",
    )


RECIPES = (
    next_state_handler,
    field_by_two_keys,
    quarter_of_a_wave,
    cost_up_to_level,
    bond_of_a_pair,
    evolve_by_level,
    shimmer,
    hops_to_target,
    quantity_discount,
    field_by_selector,
    load_wave_row,
    leader_of_team,
    grow_all_stats,
    pick_by_first_fit_rule,
)
