"""Sprite slots, shots, party members: what is done with all of them, or with the one that fits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Array,
    Binary,
    Bits,
    Both,
    Compared,
    Count,
    Each,
    Extreme,
    Fill,
    Fold,
    Here,
    If,
    Index,
    Item,
    Number,
    Position,
    Read,
    Report,
    Saturating,
    Set,
    Some,
    Stop,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _where(array: Array) -> str:
    """The bytes of one field of all slots."""
    kind = "bytes" if array.width == 8 else "words"
    apart = f", one every {array.step} bytes" if array.stride else ""
    return f"{array.length} {kind} from {array.address}{apart}"


def find_free_slot(draw: Drawer) -> Made:
    states = draw.one(draw.slots, draw.records)(8)[0]
    found, none = draw.variable(8), draw.one(0xFF, 0xFF, 0x80)
    backwards = draw.maybe(0.4)
    free = Compared("==", Read(Here(states)), Number(0))
    which = "last" if backwards else "first"
    return (Set(found, Position(states, free, none, backwards)),), (
        f"Write a routine that finds a free sprite slot: the {which} of the {_where(states)} that is 0. Its number (from 0) goes to {found.address}, ${none:02X} if all are taken.",
        f"How do I look for an empty slot? State bytes: {_where(states)}; 0 is empty. I want the index of the {which} empty one in {found.address}, or ${none:02X}.",
        f"byte[{found.address}] = {which} i with state[i] == 0, else ${none:02X}; states: {_where(states)}.",
        f"Before I spawn an enemy I need room: states are {_where(states)}, zero means unused. Put the {which} unused number into {found.address}; ${none:02X} tells that there is none.",
    )


def count_alive(draw: Drawer) -> Made:
    health = draw.one(draw.slots, draw.records)(8)[0]
    result = draw.variable(8)
    return (Set(result, Count(health, Compared("!=", Read(Here(health)), Number(0)))),), (
        f"Write a routine that counts the living: how many of the {_where(health)} are not 0? Answer in the byte {result.address}.",
        f"How many enemies are left? Health: {_where(health)}; 0 is dead. Number of others to {result.address}.",
        f"byte[{result.address}] = count of nonzero values among {_where(health)}.",
        f"My wave ends when nobody stands any more, so I need the number of slots with health left in {result.address}. The health values are {_where(health)}.",
    )


def all_gone(draw: Drawer) -> Made:
    health = draw.one(draw.slots, draw.records)(8)[0]
    return (Report(Some(health, Compared("==", Read(Here(health)), Number(0)), all=True)),), (
        f"Write a routine that returns with carry set if all of the {_where(health)} are 0, and clear if one is not.",
        f"How do I know that the room is cleared? Enemy health: {_where(health)}. Carry set: every one 0. Carry clear: somebody lives.",
        f"carry = all zero in {_where(health)}.",
        f"A door opens once every slot is empty ({_where(health)}, empty = 0). Tell me by the carry: set when it may open.",
    )


def any_of_type(draw: Drawer) -> Made:
    types, wanted = draw.one(draw.slots, draw.records)(8)[0], draw.rng.randrange(1, 256)
    return (Report(Some(types, Compared("==", Read(Here(types)), Number(wanted)))),), (
        f"Write a routine that checks whether a sprite of type ${wanted:02X} exists: type bytes are {_where(types)}; carry set if one of them is ${wanted:02X}, else clear.",
        f"Is there a ${wanted:02X} among the {_where(types)}? Answer: carry.",
        f"carry = ${wanted:02X} in {{{_where(types)}}}.",
        f"The boss (type ${wanted:02X}) may be spawned only once. Look through the types, {_where(types)}, and set the carry if it is there already; clear it if not.",
    )


def strongest(draw: Drawer) -> Made:
    power = draw.one(draw.slots, draw.records)(draw.one(8, 8, 16))[0]
    least = draw.maybe(0.4)
    word, size = ("weakest", "smallest") if least else ("strongest", "largest")
    index = draw.maybe(0.6)
    result = draw.variable(8 if index else power.width)
    what = (
        f"its number (from 0; the first one where several are equal) goes to the byte {result.address}"
        if index
        else f"its value goes to {result.address}"
    )
    short = f"first index of the {size} value" if index else f"{size} value"
    return (Set(result, Extreme("min" if least else "max", power, index)),), (
        f"Write a routine that picks the {word} member: among the {_where(power)} the {size} (unsigned) wins, and {what}.",
        f"How do I find the {size} of the {_where(power)}? Unsigned; {what}.",
        f"[{result.address}] = {short} of the {_where(power)}, unsigned.",
        f"Sort of a leader election: the member with the {size} power leads. Powers: {_where(power)}, unsigned. Then {what}.",
    )


def hurt_all(draw: Drawer) -> Made:
    [health] = draw.slots(8)
    damage = draw.rng.randrange(1, 40)
    element = Here(health)
    hit = Set(element, Saturating("subtract", Read(element), Number(damage), 0))
    return (Each((health,), (hit,)),), (
        f"Write a routine that hurts everybody: take {damage} from each of the {_where(health)}, but not below 0.",
        f"How do I make a bomb that costs all {health.length} enemies {damage} health? Health: {_where(health)}; stop at 0.",
        f"h[i] = max(h[i] - {damage}, 0) for {_where(health)}.",
        f"The earthquake medallion deals {damage} to every slot ({_where(health)}). Who has less ends at 0.",
    )


def move_all(draw: Drawer) -> Made:
    place, speed = draw.one(draw.slots, draw.records)(*draw.one((8, 8), (16, 16), (16, 8)))
    signed = place.width == 16 and speed.width == 8
    step = Widened(Read(Here(speed)), signed) if place.width > speed.width else Read(Here(speed))
    how = (
        ("sign-extended" if signed else "zero-extended") + " to 16 bits"
        if place.width > speed.width
        else f"modulo {'256' if place.width == 8 else '65536'}"
    )
    loop = Each((place, speed), (Set(Here(place), Binary("add", Read(Here(place)), step)),))
    return (loop,), (
        f"Write a routine that moves all {place.length} shots: to each position ({_where(place)}) add its speed ({_where(speed)}), {how}.",
        f"How do I apply velocities to {place.length} objects? Positions: {_where(place)}. Speeds: {_where(speed)}. Add pairwise, {how}.",
        f"pos[i] += speed[i] for i = 0..{place.length - 1}; pos: {_where(place)}; speed: {_where(speed)}; {how}.",
        f"Every frame each of my {place.length} particles advances by its own speed. x: {_where(place)}; speed: {_where(speed)} ({how}).",
    )


def drop_those_beyond(draw: Drawer) -> Made:
    place, state = draw.slots(draw.one(8, 16), 8)
    limit = draw.rng.randrange(100, 240) if place.width == 8 else draw.rng.randrange(256, 4000)
    gone = If(Compared(">=", Read(Here(place)), Number(limit, place.width)), (Set(Here(state), Number(0)),))
    return (Each((place, state), (gone,)),), (
        f"Write a routine that removes what left the screen: where the position ({_where(place)}) is {limit} or more (unsigned), the state byte of the same slot ({_where(state)}) becomes 0.",
        f"How do I despawn objects past {limit}? Positions: {_where(place)}; states: {_where(state)}. State 0 wherever position >= {limit}.",
        f"for i in 0..{place.length - 1}: if x[i] >= {limit} then s[i] = 0. x: {_where(place)}. s: {_where(state)}. Unsigned.",
        f"Shots that reach {limit} are gone: clear their entry among the {_where(state)}. Where they are tells the list of {_where(place)}.",
    )


def first_of_type_dies(draw: Drawer) -> Made:
    types, health = draw.slots(8, 8)
    wanted = draw.rng.randrange(1, 256)
    hit = Both(Compared("==", Read(Here(types)), Number(wanted)), Compared("!=", Read(Here(health)), Number(0)))
    return (Each((types, health), (If(hit, (Set(Here(health), Number(0)), Stop())),)),), (
        f"Write a routine that kills one enemy of type ${wanted:02X}: the first slot whose type ({_where(types)}) is that and whose health ({_where(health)}) is not 0 gets health 0. The others stay.",
        f"How do I remove just the first living sprite of type ${wanted:02X}? Types: {_where(types)}; health: {_where(health)}, 0 = dead.",
        f"first i with type[i] == ${wanted:02X} and hp[i] != 0: hp[i] = 0. type: {_where(types)}; hp: {_where(health)}.",
        f"A sacrifice: from slot 0 upwards, find a ${wanted:02X} that lives and set its health to 0, then look no further. Types: {_where(types)}. Health: {_where(health)}.",
    )


def total_power(draw: Drawer) -> Made:
    power = draw.one(draw.slots, draw.records)(8)[0]
    result = draw.variable(16)
    return (Set(result, Fold("sum", power, Widened(Read(Here(power))))),), (
        f"Write a routine that adds up the {_where(power)} into the word {result.address}.",
        f"How strong is the party together? Powers: {_where(power)}. 16-bit sum to {result.address}.",
        f"word[{result.address}] = sum of the {_where(power)}.",
        f"I show the team's total at {result.address} (two bytes): the sum of all {power.length} levels, {_where(power)}.",
    )


def give_numbers(draw: Drawer) -> Made:
    [array] = draw.slots(8)
    first = draw.one(0, 0, 1, draw.rng.randrange(2, 100))
    value = Index() if first == 0 else Binary("add", Index(), Number(first))
    return (Each((array,), (Set(Here(array), value),)),), (
        f"Write a routine that numbers the {_where(array)}: the first gets {first}, each further one 1 more.",
        f"How do I fill {array.length} bytes at {array.address} with {first}, {first + 1}, {first + 2} and so on?",
        f"byte[{array.address} + i] = {first} + i, i = 0..{array.length - 1}."
        if first
        else f"byte[{array.address} + i] = i, i = 0..{array.length - 1}.",
        f"Each of my {array.length} slots starts with its own id, counted from {first} up, at {array.address}.",
    )


def retire(draw: Drawer) -> Made:
    states = draw.array(8, draw.one(6, 8, 10, 12, 16))
    if draw.maybe(0.5):
        value = draw.one(0, 0, draw.rng.randrange(1, 256))
        return (Fill(states, Number(value)),), (
            f"Write a routine that resets all {states.length} slots: store ${value:02X} in each of the {_where(states)}.",
            f"How do I {'clear' if value == 0 else f'set to ${value:02X}'} the {_where(states)}?",
            f"byte[{states.address} + 0..{states.length - 1}] = ${value:02X}.",
            f"When the room changes, every entry of my list ({_where(states)}) goes back to ${value:02X}.",
        )
    slot = draw.variable(8, below=states.length)
    value = draw.rng.randrange(256)
    return (Set(Item(states, Read(slot)), Number(value)),), (
        f"Write a routine that sets the state of one slot: the byte {slot.address} is its number (0 to {states.length - 1}), the states are {_where(states)}, the new state is ${value:02X}.",
        f"How do I write ${value:02X} to entry number byte[{slot.address}] of the {_where(states)}? The number is below {states.length}.",
        f"byte[{states.address} + byte[{slot.address}]] = ${value:02X}; index < {states.length}.",
        f"The sprite that was touched (slot number in {slot.address}, 0..{states.length - 1}) changes to state ${value:02X}. States: {_where(states)}.",
    )


def flash_marked(draw: Drawer) -> Made:
    flags, colors = draw.slots(8, 8)
    mask, color = 1 << draw.rng.randrange(8), draw.rng.randrange(256)
    marked = Bits(Read(Here(flags)), mask, "any")
    return (Each((flags, colors), (If(marked, (Set(Here(colors), Number(color)),)),)),), (
        f"Write a routine that colours the marked sprites: slots whose flag byte ({_where(flags)}) has a bit of ${mask:02X} set get palette ${color:02X} ({_where(colors)}).",
        f"How do I give all slots with flag ${mask:02X} the palette ${color:02X}? Flags: {_where(flags)}; palettes: {_where(colors)}.",
        f"for each i: if flags[i] & ${mask:02X}: pal[i] = ${color:02X}. flags: {_where(flags)}, pal: {_where(colors)}.",
        f"Frozen enemies (mask ${mask:02X} in their flags) turn blue, palette byte ${color:02X}; nobody else changes. {flags.length} slots, flags from {flags.address}, palettes from {colors.address}.",
    )


RECIPES = (
    find_free_slot,
    count_alive,
    all_gone,
    any_of_type,
    strongest,
    hurt_all,
    move_all,
    drop_those_beyond,
    first_of_type_dies,
    total_power,
    give_numbers,
    retire,
    flash_marked,
)
