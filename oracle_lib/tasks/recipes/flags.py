"""Flags, switches, masks and the bits of save data."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Count,
    Each,
    Field,
    Here,
    If,
    Item,
    Number,
    Read,
    Report,
    Set,
    Shifted,
    Stop,
    Table,
    Unary,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _mask(draw: Drawer) -> tuple[int, str]:
    """A mask, and what its bits are called."""
    bit = draw.rng.randrange(8)
    if draw.maybe(0.6):
        return 1 << bit, f"bit {bit}"
    mask = draw.mask(8) or 1
    return mask, f"the bits of ${mask:02X}"


def raise_flag(draw: Drawer) -> Made:
    flags = draw.variable(8)
    mask, bits = _mask(draw)
    return (Set(flags, Binary("or", Read(flags), Number(mask))),), (
        f"Write a routine that sets {bits} of the byte at {flags.address} and leaves its other bits alone.",
        f"How do I turn on {bits} in {flags.address} only?",
        f"byte[{flags.address}] |= ${mask:02X}.",
        f"Event done: mask ${mask:02X} has to be set in the {flags.meaning} at {flags.address}; nothing else changes.",
        f"{flags.address}: OR ${mask:02X}.",
    )


def lower_flag(draw: Drawer) -> Made:
    flags = draw.variable(8)
    mask, bits = _mask(draw)
    return (Set(flags, Binary("and", Read(flags), Number(0xFF - mask))),), (
        f"Write a routine that clears {bits} of the byte at {flags.address}, the others stay.",
        f"How do I switch off {bits} in {flags.address} without touching the rest of the byte?",
        f"byte[{flags.address}] &= ~${mask:02X}.",
        f"When the curse ends, ${mask:02X} disappears from the {flags.meaning} ({flags.address}).",
        f"{flags.address}: remove mask ${mask:02X}.",
    )


def flip_switch(draw: Drawer) -> Made:
    flags = draw.variable(8)
    mask, bits = _mask(draw)
    return (Set(flags, Binary("xor", Read(flags), Number(mask))),), (
        f"Write a routine that flips {bits} of {flags.address} (one byte).",
        f"How do I invert {bits} of the byte {flags.address} and nothing else?",
        f"byte[{flags.address}] ^= ${mask:02X}.",
        f"Every pull of the lever toggles ${mask:02X} in {flags.address}.",
    )


def move_flag(draw: Drawer) -> Made:
    source, target = draw.variable(8), draw.variable(8)
    one, other = 1 << draw.rng.randrange(8), 1 << draw.rng.randrange(8)
    program = (
        If(
            Bits(Read(source), one, "any"),
            (Set(target, Binary("or", Read(target), Number(other))),),
            (Set(target, Binary("and", Read(target), Number(0xFF - other))),),
        ),
    )
    return program, (
        f"Write a routine that makes mask ${other:02X} of {target.address} show what mask ${one:02X} of {source.address} is: set if set, clear if clear. Other bits stay.",
        f"How do I copy one flag to another place? From ${one:02X} in byte {source.address} to ${other:02X} in byte {target.address}.",
        f"if byte[{source.address}] & ${one:02X}: byte[{target.address}] |= ${other:02X} else byte[{target.address}] &= ${0xFF - other:02X}.",
        f"The lamp (bit mask ${other:02X} at {target.address}) mirrors the switch (bit mask ${one:02X} at {source.address}).",
    )


def only_once(draw: Drawer) -> Made:
    flags, counter = draw.variable(8), draw.variable(draw.one(8, 16))
    mask, gain = 1 << draw.rng.randrange(8), draw.rng.randrange(1, 60)
    program = (
        If(Bits(Read(flags), mask, "any"), (Stop(),)),
        Set(flags, Binary("or", Read(flags), Number(mask))),
        Set(counter, Binary("add", Read(counter), Number(gain, counter.width))),
    )
    kind = "byte" if counter.width == 8 else "word"
    return program, (
        f"Write a routine that gives a reward once: unless ${mask:02X} is set in {flags.address} already, set it and add {gain} to the {kind} {counter.address} (it may wrap).",
        f"How do I pay {gain} into {counter.address} ({kind}) only the first time? Remember it in mask ${mask:02X} of {flags.address}; if that is set, do nothing.",
        f"if !(byte[{flags.address}] & ${mask:02X}) {{ byte[{flags.address}] |= ${mask:02X}; {kind}[{counter.address}] += {gain}; }}",
        f"This chest opens a single time. Opened: ${mask:02X} in {flags.address}. Content: {gain} more at {counter.address} ({counter.width} bits).",
    )


def needs_all(draw: Drawer) -> Made:
    flags = draw.variable(draw.one(8, 16))
    mask = draw.rng.randrange(3, (1 << flags.width) - 1)
    digits = flags.width // 4
    which = draw.one("all", "any", "none")
    words = {"all": "all bits of", "any": "any bit of", "none": "no bit of"}[which]
    kind = "byte" if flags.width == 8 else "word"
    return (Report(Bits(Read(flags), mask, which)),), (
        f"Write a routine that sets the carry if {words} ${mask:0{digits}X} {'are' if which == 'all' else 'is'} set in the {kind} {flags.address}, else clears it.",
        f"How do I test {flags.address} ({kind}) for {words} ${mask:0{digits}X}? Carry set means yes.",
        f"carry = ({kind}[{flags.address}] & ${mask:0{digits}X}) {'== $' + f'{mask:0{digits}X}' if which == 'all' else '!= 0' if which == 'any' else '== 0'}.",
        f"The gate asks whether {words} mask ${mask:0{digits}X} {'are' if which == 'all' else 'is'} on in my {flags.meaning} ({flags.address}, {flags.width} bits); answer by the carry.",
    )


def two_keys(draw: Drawer) -> Made:
    one, other, door = draw.variable(8), draw.variable(8), draw.variable(8)
    first, second = 1 << draw.rng.randrange(8), 1 << draw.rng.randrange(8)
    opened = draw.rng.randrange(1, 256)
    program = (If(Both(Bits(Read(one), first, "any"), Bits(Read(other), second, "any")), (Set(door, Number(opened)),)),)
    return program, (
        f"Write a routine that opens a door when two conditions hold: ${first:02X} in {one.address} and ${second:02X} in {other.address}. Open means ${opened:02X} in {door.address}; otherwise the byte stays as it is.",
        f"How do I react only if bit mask ${first:02X} of {one.address} and bit mask ${second:02X} of {other.address} are both set? Reaction: store ${opened:02X} at {door.address}.",
        f"if (byte[{one.address}] & ${first:02X}) && (byte[{other.address}] & ${second:02X}) then byte[{door.address}] = ${opened:02X}.",
        f"Both levers must be pulled ({one.address}: ${first:02X}, {other.address}: ${second:02X}). Then {door.address} gets ${opened:02X}, else nothing happens.",
    )


def set_numbered(draw: Drawer) -> Made:
    number, flags = draw.variable(8, below=8), draw.variable(8)
    masks = Table("BitTable", "mask", tuple(1 << bit for bit in range(8)))
    bit = Read(Item(masks, Read(number)))
    how = draw.one("or", "xor")
    verb = "set" if how == "or" else "toggle"
    return (Set(flags, Binary(how, Read(flags), bit)),), (
        f"Write a routine that {verb}s in {flags.address} the bit whose number (0 to 7) is in {number.address}.",
        f"How do I {verb} bit n of {flags.address}, n being the byte at {number.address} (below 8)?",
        f"byte[{flags.address}] {'|' if how == 'or' else '^'}= 1 << byte[{number.address}]; number < 8.",
        f"Room {number.address} (0..7) was visited: {verb} its bit in {flags.address}, bit 0 for room 0.",
    )


def clear_numbered(draw: Drawer) -> Made:
    number, flags = draw.variable(8, below=8), draw.variable(8)
    masks = Table("KeepTable", "mask", tuple(0xFF - (1 << bit) for bit in range(8)))
    return (Set(flags, Binary("and", Read(flags), Read(Item(masks, Read(number))))),), (
        f"Write a routine that clears bit number byte[{number.address}] (0 to 7) of {flags.address}.",
        f"How do I drop one of eight flags in {flags.address} when its number, below 8, is in {number.address}?",
        f"byte[{flags.address}] &= ~(1 << byte[{number.address}]); number < 8.",
        f"The item in slot {number.address} (0..7, one bit each in {flags.address}) breaks. Take its bit away.",
    )


def is_numbered_set(draw: Drawer) -> Made:
    number, flags = draw.variable(8, below=8), draw.variable(8)
    masks = Table("BitTable", "mask", tuple(1 << bit for bit in range(8)))
    held = Binary("and", Read(flags), Read(Item(masks, Read(number))))
    return (Report(Compared("!=", held, Number(0))),), (
        f"Write a routine that tells by the carry whether bit number byte[{number.address}] (0 to 7) of {flags.address} is set.",
        f"How do I test a bit whose number is only known at run time? Number: {number.address}, below 8. Flags: {flags.address}. Carry = that bit.",
        f"carry = byte[{flags.address}] >> byte[{number.address}] & 1; number < 8.",
        f"Does the player own medal {number.address} (0..7)? The medals are the bits of {flags.address}; carry set for yes.",
    )


def mark_in_list(draw: Drawer) -> Made:
    rooms = draw.array(draw.one(8, 8, 16))
    room, mask = draw.variable(8, below=rooms.length), 1 << draw.rng.randrange(rooms.width)
    item = Item(rooms, Read(room))
    digits = rooms.width // 4
    clear = draw.maybe(0.35)
    keep = (1 << rooms.width) - 1 - mask
    value = (
        Binary("and", Read(item), Number(keep, rooms.width))
        if clear
        else Binary("or", Read(item), Number(mask, rooms.width))
    )
    kind = "bytes" if rooms.width == 8 else "words"
    verb = "clear" if clear else "set"
    return (Set(item, value),), (
        f"Write a routine that {verb}s mask ${mask:0{digits}X} in the entry of a room: entries are {rooms.length} {kind} from {rooms.address}, the room number (below {rooms.length}) is the byte {room.address}.",
        f"How do I {verb} ${mask:0{digits}X} in element byte[{room.address}] of {rooms.length} {kind} at {rooms.address}? The index is in range.",
        f"{kind[:-1]}[{rooms.address} + {'2 * ' if rooms.width == 16 else ''}byte[{room.address}]] {'&= ~' if clear else '|= '}${mask:0{digits}X}; index < {rooms.length}.",
        f"Each room keeps a {kind[:-1]} ({rooms.address} on, {rooms.length} rooms). In that of the room in {room.address} (0..{rooms.length - 1}) {verb} ${mask:0{digits}X}.",
    )


def pressed_now(draw: Drawer) -> Made:
    now, last, fresh = (draw.variable(8) for _ in range(3))
    value = Binary("and", Unary("not", Read(last)), Read(now))
    keep = draw.maybe(0.6)
    program = (Set(fresh, value), Set(last, Read(now))) if keep else (Set(fresh, value),)
    then = f" Afterwards {last.address} remembers the present state." if keep else ""
    return program, (
        f"Write a routine that finds the flags that are new: set in {now.address} but not in {last.address} (bytes). Store them at {fresh.address}.{then}",
        f"How do I detect bits that just went from 0 to 1? Now: {now.address}; before: {last.address}; result: {fresh.address}.{then}",
        f"byte[{fresh.address}] = byte[{now.address}] & ~byte[{last.address}]{f'; then byte[{last.address}] = byte[{now.address}]' if keep else ''}.",
        f"My sensors report in {now.address}. Which of them fired since the last look ({last.address})? To {fresh.address}.{then}",
    )


def unlock_tier(draw: Drawer) -> Made:
    flags, tier = draw.variable(8), draw.variable(8)
    low, bits = draw.rng.randrange(0, 6), draw.one(2, 3)
    low = min(low, 8 - bits)
    mask = (1 << bits) - 1
    return (Set(tier, Field(Read(flags), low, bits)),), (
        f"Write a routine that extracts the {bits}-bit number in bits {low} to {low + bits - 1} of {flags.address} to {tier.address} as a plain number.",
        f"How do I read a packed {bits}-bit field? It begins at bit {low} of the byte {flags.address}; the value (0 to {mask}) goes to {tier.address}.",
        f"byte[{tier.address}] = (byte[{flags.address}] >> {low}) & {mask}.",
        f"The tier (0..{mask}) sits in {flags.address}, shifted up by {low}. I need it alone in {tier.address}.",
    )


def store_tier(draw: Drawer) -> Made:
    bits = draw.one(1, 2, 3, 4)
    low = draw.rng.randrange(0, 8 - bits + 1)
    mask = (1 << bits) - 1
    flags, tier = draw.variable(8), draw.variable(8, below=1 << bits)
    kept = Binary("and", Read(flags), Number(0xFF - (mask << low)))
    moved = Shifted(Read(tier), "left", low) if low else Read(tier)
    return (Set(flags, Binary("or", kept, moved)),), (
        f"Write a routine that puts the number at {tier.address} (below {1 << bits}) into bits {low} to {low + bits - 1} of {flags.address}; the byte's other bits stay."
        if bits > 1
        else f"Write a routine that puts the number at {tier.address} (0 or 1) into bit {low} of {flags.address}; the byte's other bits stay.",
        f"How do I write a field of {bits} bit{'s' if bits > 1 else ''} at position {low} of {flags.address}? Value: byte {tier.address}, less than {1 << bits}.",
        f"byte[{flags.address}] = byte[{flags.address}] & ~${mask << low:02X} | byte[{tier.address}] << {low}; value < {1 << bits}.",
        f"Save the difficulty ({tier.address}, 0..{mask}) inside {flags.address}: it belongs at bit {low} and is {bits} wide, and everything else in there is somebody else's.",
    )


def count_set_in(draw: Drawer) -> Made:
    flags = draw.array(8, draw.one(4, 6, 8, 10))
    count, bit = draw.variable(8), draw.rng.randrange(8)
    return (Set(count, Count(flags, Bits(Read(Here(flags)), 1 << bit, "any"))),), (
        f"Write a routine that counts in how many of the {flags.length} bytes from {flags.address} bit {bit} is set; to {count.address}.",
        f"How many dungeons are done? Bit {bit} of each of {flags.length} bytes at {flags.address} tells; number to {count.address}.",
        f"byte[{count.address}] = number of i < {flags.length} with a[i] & ${1 << bit:02X}, a at {flags.address}.",
        f"{flags.length} islands, a byte each ({flags.address} ff.). Mask ${1 << bit:02X} means that the flag was raised there; {count.address} shall show how many are.",
    )


def clear_everywhere(draw: Drawer) -> Made:
    flags = draw.array(8)
    mask = draw.mask(8) or 1
    loop = Each((flags,), (Set(Here(flags), Binary("and", Read(Here(flags)), Number(0xFF - mask))),))
    return (loop,), (
        f"Write a routine that clears the bits ${mask:02X} in each of the {flags.length} bytes from {flags.address}.",
        f"How do I strip mask ${mask:02X} from a list of {flags.length} flag bytes ({flags.address})?",
        f"a[i] &= ${0xFF - mask:02X}, i = 0..{flags.length - 1}, a at {flags.address}.",
        f'A new day begins: ${mask:02X} ("seen today") goes off in all {flags.length} entries at {flags.address}, the rest stays.',
    )


def choose_by_flag(draw: Drawer) -> Made:
    flags, result = draw.variable(8), draw.variable(draw.one(8, 16))
    mask, (yes, no) = 1 << draw.rng.randrange(8), draw.rng.sample(range(1, 1 << result.width), 2)
    digits = result.width // 4
    kind = "byte" if result.width == 8 else "word"
    value = Chosen(Bits(Read(flags), mask, "any"), Number(yes, result.width), Number(no, result.width))
    return (Set(result, value),), (
        f"Write a routine that stores ${yes:0{digits}X} in the {kind} {result.address} if ${mask:02X} is set in {flags.address}, and ${no:0{digits}X} if not.",
        f"How do I choose a value by a flag? Flag: mask ${mask:02X} of {flags.address}. Set: {yes}. Clear: {no}. To the {kind} at {result.address}.",
        f"{kind}[{result.address}] = byte[{flags.address}] & ${mask:02X} ? ${yes:0{digits}X} : ${no:0{digits}X}.",
        f"Heroes who did the quest (${mask:02X} in {flags.address}) hear message ${yes:0{digits}X}, all others ${no:0{digits}X}. The number goes to {result.address} ({kind}).",
    )


RECIPES = (
    raise_flag,
    lower_flag,
    flip_switch,
    move_flag,
    only_once,
    needs_all,
    two_keys,
    set_numbered,
    clear_numbered,
    is_numbered_set,
    mark_in_list,
    pressed_now,
    unlock_tier,
    store_tier,
    count_set_in,
    clear_everywhere,
    choose_by_flag,
)
