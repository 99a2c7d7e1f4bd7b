"""Tables that a routine brings along, state machines, and records that are looked up."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Chosen,
    Compared,
    Expression,
    Field,
    If,
    Item,
    Number,
    Pointed,
    Read,
    Saturating,
    Scaled,
    Set,
    Statement,
    Stop,
    Swap,
    Switch,
    Table,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _listed(table: Table) -> str:
    digits = table.width // 4
    return ", ".join(f"${value:0{digits}X}" for value in table.values)


def by_level(draw: Drawer) -> Made:
    table = draw.table(draw.one(3, 4, 5, 6), draw.one(8, 8, 16))
    level, result = draw.variable(8, below=table.length), draw.variable(table.width)
    kind = "byte" if table.width == 8 else "word"
    return (Set(result, Read(Item(table, Read(level)))),), (
        f"Write a routine that sets the {kind} {result.address} by the level at {level.address} (0 to {table.length - 1}): {_listed(table)} in that order.",
        f"How do I pick one of {table.length} values by a number? Number: byte {level.address}, below {table.length}. Values: {_listed(table)}. To the {kind} at {result.address}.",
        f"{kind}[{result.address}] = ({_listed(table)})[byte[{level.address}]]; index < {table.length}.",
        f"Each of the {table.length} swords (number in {level.address}, from 0) has its {table.meaning}: {_listed(table)}. Write the right one to {result.address} ({kind}).",
    )


def by_level_or_default(draw: Drawer) -> Made:
    table = draw.table(draw.one(3, 4, 5, 6))
    level, result, other = draw.variable(8), draw.variable(8), draw.rng.randrange(256)
    known = Compared("<", Read(level), Number(table.length))
    program = (If(known, (Set(result, Read(Item(table, Read(level)))),), (Set(result, Number(other)),)),)
    return program, (
        f"Write a routine that looks up the byte {level.address} in the table {_listed(table)} and stores the entry at {result.address}; for {table.length} or more it stores ${other:02X}.",
        f"How do I guard a table lookup? Index {level.address} may be anything; entries 0 to {table.length - 1} are {_listed(table)}, beyond that ${other:02X}. Result: {result.address}.",
        f"byte[{result.address}] = i < {table.length} ? ({_listed(table)})[i] : ${other:02X}, i = byte[{level.address}].",
        f"Unknown ranks get ${other:02X}; ranks 0..{table.length - 1} get {_listed(table)}. Rank: {level.address}. Write to {result.address}.",
    )


def damage_by_armor(draw: Drawer) -> Made:
    table = Table(
        "DamageTable", "damage", tuple(sorted((draw.rng.randrange(1, 60) for _ in range(draw.one(3, 4))), reverse=True))
    )
    armor, health = draw.variable(8, below=table.length), draw.variable(8)
    hit = Saturating("subtract", Read(health), Read(Item(table, Read(armor))), 0)
    return (Set(health, hit),), (
        f"Write a routine that hurts the player by armour: the armour byte {armor.address} (0 to {table.length - 1}) selects the damage {_listed(table)}, which is taken from the health byte {health.address}, down to 0 at most.",
        f"How do I subtract a table value from health without underflow? Health {health.address}; armour {armor.address} < {table.length}; damage {_listed(table)}.",
        f"byte[{health.address}] = max(byte[{health.address}] - ({_listed(table)})[byte[{armor.address}]], 0).",
        f"Spikes: without armour they cost ${table.values[0]:02X}, each better one less ({_listed(table)}; number in {armor.address}). Take it off {health.address}; dead is 0.",
    )


def next_in_circle(draw: Drawer) -> Made:
    count = draw.rng.randrange(3, 9)
    order = list(range(count))
    draw.rng.shuffle(order)
    table = Table("NextTable", "next state", tuple(order))
    state = draw.variable(8, below=count)
    return (Set(state, Read(Item(table, Read(state)))),), (
        f"Write a routine that moves a state machine one step: the state at {state.address} (0 to {count - 1}) becomes the entry of {_listed(table)} with its number.",
        f"How do I follow a transition table? State byte {state.address}, below {count}; successors of 0, 1, 2 ... are {_listed(table)}.",
        f"byte[{state.address}] = ({_listed(table)})[byte[{state.address}]]; state < {count}.",
        f"My boss repeats a pattern. After phase n comes entry n of {_listed(table)}; the phase is in {state.address}, always less than {count}.",
    )


def accelerate_by_table(draw: Drawer) -> Made:
    table = draw.table(draw.one(4, 8), 8)
    direction, place = draw.variable(8, below=table.length), draw.variable(draw.one(8, 16))
    step = Read(Item(table, Read(direction)))
    signed = place.width == 16 and draw.maybe(0.5)
    value = Widened(step, signed) if place.width == 16 else step
    kind = "byte" if place.width == 8 else "word"
    how = "as signed bytes" if signed else "unsigned" if place.width == 16 else "modulo 256"
    return (Set(place, Binary("add", Read(place), value)),), (
        f"Write a routine that adds to the {kind} {place.address} the step for a direction: byte {direction.address} (0 to {table.length - 1}), steps {_listed(table)}, {how}.",
        f"How do I move along one of {table.length} directions? Direction: {direction.address}, in range. Steps: {_listed(table)} ({how}). Coordinate: {kind} {place.address}.",
        f"{kind}[{place.address}] += ({_listed(table)})[byte[{direction.address}]] ({how}).",
        f"The conveyor belt in {direction.address} (number below {table.length}) pushes by {_listed(table)}, {how}; change the position at {place.address} ({kind}).",
    )


def menu_action(draw: Drawer) -> Made:
    choice, state, sound = draw.variable(8, below=3), draw.variable(8), draw.variable(8)
    values = draw.rng.sample(range(1, 256), 4)
    cases: tuple[tuple[int, tuple[Statement, ...]], ...] = (
        (0, (Set(state, Number(values[0])),)),
        (1, (Set(state, Number(values[1])), Set(sound, Number(values[2])))),
        (2, (Set(sound, Number(values[3])),)),
    )
    return (Switch(Read(choice), cases),), (
        f"Write a routine for a menu of three: {choice.address} is 0, 1 or 2. 0 stores ${values[0]:02X} in {state.address}; 1 stores ${values[1]:02X} in {state.address} and ${values[2]:02X} in {sound.address}; 2 stores only ${values[3]:02X} in {sound.address}.",
        f"How do I act on a selection? Selection {choice.address} (below 3): 0 -> [{state.address}] = ${values[0]:02X}; 1 -> [{state.address}] = ${values[1]:02X} and [{sound.address}] = ${values[2]:02X}; 2 -> [{sound.address}] = ${values[3]:02X}. Bytes.",
        f"switch byte[{choice.address}] (0..2): 0: {state.address} = ${values[0]:02X}. 1: {state.address} = ${values[1]:02X}, {sound.address} = ${values[2]:02X}. 2: {sound.address} = ${values[3]:02X}.",
        f"Start (0) sets {state.address} to ${values[0]:02X}, Continue (1) sets it to ${values[1]:02X} and plays ${values[2]:02X} (write it to {sound.address}), Options (2) only plays ${values[3]:02X}. The choice is in {choice.address}.",
    )


def translate_code(draw: Drawer) -> Made:
    code, result = draw.variable(8), draw.variable(8)
    pairs = list(zip(draw.rng.sample(range(256), 3), draw.rng.sample(range(256), 3), strict=True))
    keep = draw.maybe(0.5)
    other = draw.rng.randrange(256)
    rest: tuple[Statement, ...] = (Set(result, Read(code) if keep else Number(other)),)
    cases = tuple((one, (Set(result, Number(to)),)) for one, to in pairs)
    told = ", ".join(f"${one:02X} as ${to:02X}" for one, to in pairs)
    arrows = "; ".join(f"${one:02X} -> ${to:02X}" for one, to in pairs)
    default = "itself" if keep else f"${other:02X}"
    return (Switch(Read(code), cases, rest),), (
        f"Write a routine that translates the byte {code.address} to {result.address}: {told}, everything else as {default}.",
        f"How do I convert a few codes? In {code.address}, out {result.address}: {arrows}; any other value gives {default}.",
        f"[{result.address}] = {arrows}; else {default} (input byte {code.address}).",
        f"The old engine used other tile numbers: {arrows}. Convert {code.address} into {result.address}; other numbers become {default}.",
    )


def field_of_record(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    field = draw.records(width, 8)[0]
    number, result = draw.variable(8, below=field.length), draw.variable(width)
    kind = "byte" if width == 8 else "word"
    if draw.maybe(0.4):
        return (Set(Item(field, Read(number)), Read(result)),), (
            f"Write a routine that stores the {kind} {result.address} in a field of record number byte[{number.address}] (below {field.length}): the field of record 0 is at {field.address}, records are {field.stride} bytes long.",
            f"How do I write a field? Records of {field.stride} bytes, the field of the first one at {field.address}; record number in {number.address} (0..{field.length - 1}); value: {kind} {result.address}.",
            f"{kind}[{field.address} + {field.stride} * byte[{number.address}]] = {kind}[{result.address}]; number < {field.length}.",
            f"Actor {number.address} (one of {field.length}) gets a new {field.meaning}, the {kind} at {result.address}. It lies at {field.address} for actor 0 and {field.stride} bytes further for each next one.",
        )
    return (Set(result, Read(Item(field, Read(number)))),), (
        f"Write a routine that fetches a field of record number byte[{number.address}] (below {field.length}) into the {kind} {result.address}: record 0 has it at {field.address}, each record is {field.stride} bytes long.",
        f"How do I read {field.meaning}s from an array of structs? First one at {field.address}, {field.stride} bytes apart, {kind}s; index {number.address} (0..{field.length - 1}); to {result.address}.",
        f"{kind}[{result.address}] = {kind}[{field.address} + {field.stride} * byte[{number.address}]]; number < {field.length}.",
        f"Which {field.meaning} has the actor in {number.address}? There are {field.length}, {field.stride} bytes each; that of actor 0 is the {kind} at {field.address}. Copy it to {result.address}.",
    )


def behind_pointer(draw: Drawer) -> Made:
    pointer, width = draw.pointer(), draw.one(8, 16)
    offset = draw.rng.randrange(1, pointer.length - 2)
    result = draw.variable(width)
    kind = "byte" if width == 8 else "word"
    dp = f"${pointer.address & 0xFF:02X}"
    size = "24-bit" if pointer.width == 24 else "16-bit"
    into = "" if pointer.width == 24 else ", which points into low WRAM"
    if draw.maybe(0.35):
        return (Set(Pointed(pointer, Number(offset), width), Read(result)),), (
            f"Write a routine that stores the {kind} {result.address} {offset} bytes behind where the {size} pointer at {dp}{into} points.",
            f"How do I write through a pointer? {size} pointer in {dp} (direct page, D = 0){into}; offset {offset}; value: {kind} {result.address}.",
            f"{kind}[ptr({dp}) + {offset}] = {kind}[{result.address}]; the pointer has {pointer.width} bits{into}.",
            f"The object that {dp} refers to ({size} pointer{into}) keeps a {kind} at offset {offset}: set it to {result.address}.",
        )
    return (Set(result, Read(Pointed(pointer, Number(offset), width))),), (
        f"Write a routine that reads the {kind} {offset} bytes behind what the {size} pointer at {dp}{into} points to, and stores it at {result.address}.",
        f"How do I get the {kind} at offset {offset} of an object? Its {size} pointer is at {dp} (D = 0){into}. Result to {result.address}.",
        f"{kind}[{result.address}] = {kind}[ptr({dp}) + {offset}]; {pointer.width}-bit pointer{into}.",
        f"{dp} holds the address of the current {pointer.meaning} ({size}{into}). Copy the {kind} at its offset {offset} to {result.address}.",
    )


def trade_places(draw: Drawer) -> Made:
    array = draw.array(8)
    one, other = draw.variable(8, below=array.length), draw.variable(8, below=array.length)
    return (Swap(Item(array, Read(one)), Item(array, Read(other))),), (
        f"Write a routine that exchanges two of the {array.length} bytes at {array.address}: their indices are the bytes {one.address} and {other.address}, both below {array.length}.",
        f"How do I swap inventory places? List: {array.length} bytes from {array.address}; places: {one.address} and {other.address} (0..{array.length - 1}).",
        f"a[i] <-> a[j], a at {array.address}, i = byte[{one.address}], j = byte[{other.address}], both < {array.length}.",
        f"The player drags item {one.address} onto item {other.address}; numbers count from 0 and are below {array.length}. Items: one byte each from {array.address}.",
    )


def raise_entry(draw: Drawer) -> Made:
    array = draw.array(draw.one(8, 16))
    index = draw.variable(8, below=array.length)
    item = Item(array, Read(index))
    most = draw.one(9, 99, 200) if array.width == 8 else draw.one(99, 999, 5000)
    kind = "bytes" if array.width == 8 else "words"
    raised = If(
        Compared("<", Read(item), Number(most, array.width)),
        (Set(item, Binary("add", Read(item), Number(1, array.width))),),
    )
    return (raised,), (
        f"Write a routine that counts one up in a list: entry number byte[{index.address}] (below {array.length}) of the {array.length} {kind} at {array.address} goes up by 1 unless it is {most} or more.",
        f"How do I add one item of kind {index.address} to the stock? Stock: {array.length} {kind} from {array.address}, at most {most} each; the kind is below {array.length}.",
        f"if a[i] < {most}: a[i] += 1; a: {kind} at {array.address}, i = byte[{index.address}] < {array.length}.",
        f"A {index.meaning} tells (in {index.address}, 0..{array.length - 1}) which counter of the {kind} from {array.address} gets a point; {most} is the limit.",
    )


def take_entry(draw: Drawer) -> Made:
    array = draw.array(8)
    index, held = draw.variable(8, below=array.length), draw.variable(8)
    item = Item(array, Read(index))
    mark = draw.one(0, 0, 0xFF)
    program: tuple[Statement, ...] = (Set(held, Read(item)), Set(item, Number(mark)))
    return program, (
        f"Write a routine that takes something out of a list: the byte at index byte[{index.address}] (below {array.length}) of the {array.length} from {array.address} goes to {held.address}, and ${mark:02X} takes its place.",
        f"How do I remove and keep an entry? a = {array.length} bytes at {array.address}; i = {index.address} (in range); [{held.address}] = a[i], then a[i] = ${mark:02X}.",
        f"byte[{held.address}] = a[i]; a[i] = ${mark:02X}; a at {array.address}, i = byte[{index.address}] < {array.length}.",
        f"The hero picks up what lies on shelf {index.address} (0..{array.length - 1}; shelves from {array.address}). It is now in his hand ({held.address}); the shelf holds ${mark:02X}.",
    )


def pick_by_bits(draw: Drawer) -> Made:
    table = draw.table(draw.one(4, 8))
    bits = table.length.bit_length() - 1
    timer, result = draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(0, 8 - bits)
    index = Field(Read(timer), low, bits)
    return (Set(result, Read(Item(table, index))),), (
        f"Write a routine that animates by a counter: bits {low} to {low + bits - 1} of {timer.address} choose one of {_listed(table)}, which goes to {result.address}.",
        f"How do I cycle through {table.length} pictures, each for {1 << low} frames? Frame counter {timer.address}; pictures {_listed(table)}; write to {result.address}.",
        f"byte[{result.address}] = ({_listed(table)})[byte[{timer.address}] >> {low} & {table.length - 1}].",
        f"My flag waves with tiles {_listed(table)}. Every {1 << low} counts of {timer.address} comes the next ({table.length} in all, then the first again). Tile to {result.address}.",
    )


def price_list(draw: Drawer) -> Made:
    table = draw.table(draw.one(4, 5, 6, 8), 16)
    item, money, done = draw.variable(8, below=table.length), draw.variable(16), draw.variable(8)
    price = Read(Item(table, Read(item)))
    program: tuple[Statement, ...] = (
        Set(done, Number(0)),
        If(Compared("<", Read(money), price), (Stop(),)),
        Set(money, Binary("subtract", Read(money), price)),
        Set(done, Number(1)),
    )
    return program, (
        f"Write a routine for a shop: item {item.address} (0 to {table.length - 1}) costs {_listed(table)}. If the word {money.address} is at least that, subtract it and set {done.address} to 1; else {done.address} becomes 0 and the money stays.",
        f"How do I sell by a price list? Prices (words): {_listed(table)}; item number: byte {item.address}, below {table.length}; purse: word {money.address}; sold flag: byte {done.address} (1 or 0).",
        f"p = ({_listed(table)})[byte[{item.address}]]; if word[{money.address}] >= p: word[{money.address}] -= p, byte[{done.address}] = 1, else byte[{done.address}] = 0.",
        f"Merchant: {table.length} goods at {_listed(table)} rupees. The customer wants number {item.address} and has {money.address} (two bytes). Take the money if it suffices, and say so in {done.address}: 1 sold, 0 not.",
    )


def table_times(draw: Drawer) -> Made:
    table = Table("RateTable", "rate", tuple(draw.rng.randrange(1, 30) for _ in range(draw.one(3, 4, 5))))
    level, total = draw.variable(8, below=table.length), draw.variable(16)
    factor = draw.one(2, 3, 4, 5, 8, 10)
    value: Expression = Scaled(Widened(Read(Item(table, Read(level)))), factor)
    if draw.maybe(0.4):
        value = Chosen(Compared("==", Read(level), Number(0)), Number(0, 16), value)
        zero = "; level 0 gives 0"
    else:
        zero = ""
    return (Set(total, value),), (
        f"Write a routine that stores {factor} times the rate of a level as a word at {total.address}: level {level.address} (below {table.length}), rates {_listed(table)}{zero}.",
        f"How do I scale a table entry? Entry byte[{level.address}] (0..{table.length - 1}) of {_listed(table)}, times {factor}, 16 bits, to {total.address}{zero}.",
        f"word[{total.address}] = {factor} * ({_listed(table)})[byte[{level.address}]]{zero}.",
        f"Wages: rank {level.address} (0..{table.length - 1}) earns {_listed(table)} an hour, and a shift has {factor} hours. Total to the word {total.address}{zero}.",
    )


RECIPES = (
    by_level,
    by_level_or_default,
    damage_by_armor,
    next_in_circle,
    accelerate_by_table,
    menu_action,
    translate_code,
    field_of_record,
    behind_pointer,
    trade_places,
    raise_entry,
    take_entry,
    pick_by_bits,
    price_list,
    table_times,
)
