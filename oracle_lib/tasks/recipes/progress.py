"""Progress through a game and its randomizers: items that improve, goals, hints, counters of what was found, save bits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Compared,
    Each,
    Half,
    Here,
    If,
    Number,
    Position,
    Quotient,
    Read,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Stop,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    masked,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "bit flags and progress"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def count_location(draw: Drawer) -> Made:
    index, bits, count = draw.variable(8, below=32), draw.array(8, 4), draw.variable(16)
    masks = Table("BitMaskTable", "mask", tuple(1 << n for n in range(8)))
    algorithms = Algorithms(draw)
    mask, byte = algorithms.own("mask"), algorithms.own("byte")
    program = (
        put(mask, at(masks, masked(index, 7))),
        put(byte, Shifted(Read(index), "right", 3)),
        If(
            Compared("==", masked(at(bits, byte), mask), Number(0)),
            (put(at(bits, byte), joined(at(bits, byte), mask)), more(count)),
        ),
    )
    return program, (
        f"Write a routine that counts checked locations: location {index.address} (0 to 31) has bit (number & 7) of byte (number / 8) in the 4 bytes from {bits.address}. If it is clear, set it and raise the word {count.address} by 1; if it is set, change nothing.",
        f"How do I make a collection counter that counts every spot once? Spot byte {index.address} < 32; bitmap {bits.address}..{bits.address + 3}, low bit first. A spot not marked yet: mark it and word {count.address} + 1.",
        f"n = byte[{index.address}] < 32; m = 1 << (n & 7); b = &byte[{bits.address} + (n >> 3)]; if !(*b & m): *b |= m, ++word[{count.address}].",
        f"The tracker shows how many of 32 checks are done. When Link opens check number {index.address}, look at its flag in the bitmap {bits.address} (32 flags, number 0 is the lowest bit of the first byte). A first time counts in {count.address} (two bytes) and is flagged; a second time is nothing new.",
    )


def goal_reached(draw: Drawer) -> Made:
    pieces, ready, needed = draw.variable(16), draw.variable(8), draw.rng.randrange(10, 100)
    value = draw.one(1, 0xFF, 0x80)
    program = (
        more_up_to(pieces, 999),
        If(check(pieces, ">=", needed), (put(ready, value),)),
    )
    return program, (
        f"Write a routine for a treasure hunt: one more piece was found, so the word {pieces.address} grows by 1 (999 at most), and when it is {needed} or more {ready.address} becomes ${value:02X}.",
        f"How do I end a triforce hunt at {needed} pieces? Piece counter: word {pieces.address}, + 1, saturating at 999. Afterwards, counter >= {needed}: byte {ready.address} = ${value:02X}.",
        f"word[{pieces.address}] = min(word[{pieces.address}] + 1, 999); if word[{pieces.address}] >= {needed}: byte[{ready.address}] = ${value:02X}.",
        f"Murahdahla wants {needed} splinters. Link picks up another: {pieces.address} counts them in 16 bits and gets stuck at 999. As soon as he has enough (or more), set {ready.address} to {value} so that the ending can start.",
    )


def key_logic(draw: Drawer) -> Made:
    items, open_now = draw.variable(8), draw.variable(8)
    all_of = draw.rng.choice((0x03, 0x05, 0x11, 0x06, 0x81))
    any_of = draw.rng.choice([one for one in (0x40, 0x20, 0x08, 0x28, 0x60) if not one & all_of])
    other = draw.variable(8)
    reachable = Both(Bits(Read(items), all_of, "all"), Bits(Read(other), any_of, "any"))
    value = draw.one(1, 0xFF)
    any_text = f"at least one bit of ${any_of:02X}" if any_of & (any_of - 1) else f"bit value ${any_of:02X}"
    return (put(open_now, Chosen(reachable, Number(value), Number(0))),), (
        f"Write a routine that decides whether a location is in logic: all bits of ${all_of:02X} must be set in the items {items.address}, and {any_text} in the items {other.address}. {open_now.address} becomes ${value:02X} if so, else 0.",
        f"How do I compute reachability from two item bytes? Needs ({items.address} & ${all_of:02X}) == ${all_of:02X} and ({other.address} & ${any_of:02X}) != 0; result byte {open_now.address}: ${value:02X} or 0.",
        f"byte[{open_now.address}] = (byte[{items.address}] & ${all_of:02X}) == ${all_of:02X} && (byte[{other.address}] & ${any_of:02X}) ? ${value:02X} : 0.",
        f"My tracker colors a square when Link could get there: he must own everything in ${all_of:02X} (bits of {items.address}), and {any_text} has to be among {other.address}. Write {value} (reachable) or 0 (not yet) to {open_now.address}.",
    )


def hint_price(draw: Drawer) -> Made:
    hints, rupees, message = draw.variable(8), draw.variable(16), draw.variable(8)
    step, poor, first = draw.one(5, 10, 20, 25), draw.rng.randrange(1, 60), draw.rng.randrange(0x60, 0xC0)
    price = Algorithms(draw).own("price", 16)
    program = (
        put(price, Scaled(plus(Widened(Read(hints)), 1), step)),
        If(
            check(rupees, ">=", price),
            (less(rupees, price), put(message, plus(hints, first)), more(hints)),
            (put(message, poor),),
        ),
    )
    return program, (
        f"Write a routine that sells hints, each dearer than the last: the price is {step} * (hints sold + 1), hints sold being the byte {hints.address}. If the word {rupees.address} covers it, subtract it, show message ${first:02X} + hints sold (low byte, to {message.address}) and count the hint. Otherwise the message is {poor}.",
        f"How do I raise a price by {step} with every purchase? n = byte {hints.address}; price = (n + 1) * {step} in 16 bits. Word {rupees.address} >= price: pay, byte {message.address} = n + ${first:02X} (8-bit), n + 1 (8-bit). Too poor: byte {message.address} = {poor}, nothing else.",
        f"p = {step} * (byte[{hints.address}] + 1); if word[{rupees.address}] >= p: word[{rupees.address}] -= p, byte[{message.address}] = byte[{hints.address}] + ${first:02X}, ++byte[{hints.address}]; else byte[{message.address}] = {poor}. p has 16 bits.",
        f"The fortune teller's first word costs {step} rupees, the second {2 * step}, and so on; {hints.address} says how many Link has heard, {rupees.address} (two bytes) what he owns. His texts start at number ${first:02X}, one after another; a beggar only gets text ${poor:02X}. The text goes to {message.address}; bytes wrap.",
    )


def medallion_fits(draw: Drawer) -> Made:
    wanted, used, door, mask = draw.variable(8, below=3), draw.variable(8), draw.variable(8), 1 << draw.rng.randrange(8)
    codes = Table("MedallionTable", "medallion", tuple(draw.rng.sample(range(1, 32), 3)))
    program = (If(check(used, "==", at(codes, wanted)), (put(door, joined(door, mask)),)),)
    shown = ", ".join(f"${one:02X}" for one in codes.values)
    return program, (
        f"Write a routine that opens a dungeon with the right medallion: the seed wants number {wanted.address} (0 to 2), whose item codes are {shown}. If the item used, {used.address}, is that one, set ${mask:02X} in {door.address}.",
        f"How do I check the medallion for a randomized entrance? Requirement byte {wanted.address} < 3 -> code [{shown}]. Used item byte {used.address} equal to it: {door.address} |= ${mask:02X}; a wrong one does nothing.",
        f"if byte[{used.address}] == [{shown}][byte[{wanted.address}]]: byte[{door.address}] |= ${mask:02X}; index < 3.",
        f"Bombos, Ether or Quake? That depends on the seed: {wanted.address} holds 0, 1 or 2, and the three are items {shown}. Link waves item {used.address} on the turtle's back. If it fits the mountain opens, which is bit mask ${mask:02X} at {door.address}.",
    )


def item_from_pool(draw: Drawer) -> Made:
    pool = draw.array(8, draw.one(8, 12, 16, 24, 32))
    location, item = draw.variable(8, below=pool.length), draw.variable(8)
    taken = draw.one(0xFF, 0)
    stand_in = draw.rng.randrange(1, 0xF0)
    place = at(pool, location)
    program = (
        If(
            check(place, "==", taken),
            (put(item, stand_in),),
            (put(item, place), put(place, taken)),
        ),
    )
    return program, (
        f"Write a routine that takes the item of a location out of the randomized list {where(pool)}: location {location.address} (0 to {pool.length - 1}). If its entry is not ${taken:02X}, it goes to {item.address} and the entry becomes ${taken:02X}. If it is, {item.address} becomes ${stand_in:02X}.",
        f"How do I give each location's item once? Items: {where(pool)}; location byte {location.address} < {pool.length}; ${taken:02X} = taken. Not taken: item byte {item.address} = entry, entry = ${taken:02X}. Taken: item = ${stand_in:02X}.",
        f"e = byte[{pool.address} + byte[{location.address}]]; if e == ${taken:02X}: byte[{item.address}] = ${stand_in:02X}; else byte[{item.address}] = e, e = ${taken:02X}; index < {pool.length}.",
        f"What is in chest {location.address}? My seed wrote {pool.length} bytes to {pool.address}, one for every chest. Hand it over in {item.address} and cross it off with ${taken:02X}; who comes again finds ${stand_in:02X} instead.",
    )


def progress_hint(draw: Drawer) -> Made:
    stages, message = draw.array(8, draw.one(4, 5, 6, 8)), draw.variable(8)
    finished = draw.rng.randrange(0x80, 0x100)
    first = draw.rng.randrange(1, 0x40)
    step = Algorithms(draw).own("step")
    program = (
        Set(step, Position(stages, check(Here(stages), "==", 0), 0xFF)),
        put(message, Chosen(check(step, "==", 0xFF), Number(finished), plus(step, first))),
    )
    return program, (
        f"Write a routine that picks the hint for the next task: the first of the {where(stages)} that is still 0, number i from 0, gives message ${first:02X} + i; with none left the message is ${finished:02X}. Store it at {message.address}.",
        f"How do I find what the player has to do next? Tasks: {where(stages)}, nonzero = done. Lowest undone index + ${first:02X} -> byte {message.address}; all done -> ${finished:02X}.",
        f"i = first index with t[i] == 0, t: {where(stages)}; byte[{message.address}] = found ? ${first:02X} + i : ${finished:02X}.",
        f"Sahasrahla always knows Link's next errand. {stages.length} errands in a fixed order have their bytes at {stages.address}, zero for 'not done'. His line for errand i is ${first:02X} plus i (the first open one counts); for a hero with nothing open it is ${finished:02X}. Line number to {message.address}.",
    )


def completion_rank(draw: Drawer) -> Made:
    found, total = draw.variable(16, below=draw.one(217, 101, 251, 121)), draw.variable(8)
    assert found.below
    top = found.below - 1
    value = Half(Quotient(Scaled(Read(found), 100), Number(top)), False)
    return (put(total, value),), (
        f"Write a routine that computes the collection rate: {found.address} is how many of {top} items were found (a word from 0 to {top}); store 100 * found / {top}, rounded down, at {total.address} (a byte).",
        f"How do I turn items found into per cent? Word {found.address}, at most {top}. byte {total.address} = found * 100 / {top}, fraction dropped.",
        f"byte[{total.address}] = word[{found.address}] * 100 / {top}; found <= {top}, integer division.",
        f"The end screen boasts: 'collected so and so many per cent'. There are {top} things, and {found.address} (two bytes, never above {top}) says how many Link has. Whole per cent, rounded down, to {total.address}.",
    )


def bottle_slot(draw: Drawer) -> Made:
    bottles, item, got = draw.array(8, 4), draw.variable(8), draw.variable(8)
    slot = Algorithms(draw).own("slot")
    full = draw.one(0xFF, 0x80)
    program = (
        Set(slot, Position(bottles, check(Here(bottles), "==", 0), 0xFF)),
        If(
            check(slot, "!=", 0xFF),
            (put(at(bottles, slot), item), put(got, slot)),
            (put(got, full),),
        ),
    )
    return program, (
        f"Write a routine that puts a new bottle into the first free place: the 4 bytes from {bottles.address} are bottles, 0 = none. The content {item.address} goes into the first that is 0 and its number (0 to 3) to {got.address}; if all are taken, only {got.address} becomes ${full:02X}.",
        f"How do I add a bottle? Slots: {where(bottles)}; empty slot = 0. Store byte {item.address} in the lowest empty one; byte {got.address} = its index, or ${full:02X} without storing when there is none.",
        f"i = first i < 4 with byte[{bottles.address} + i] == 0; if found: byte[{bottles.address} + i] = byte[{item.address}], byte[{got.address}] = i; else byte[{got.address}] = ${full:02X}.",
        f"Link buys a bottle with {item.address} in it. He can carry four ({bottles.address} and the three bytes behind it; a zero is no bottle). Give it the first vacant place and say in {got.address} which, counted from 0, or ${full:02X} when he has his hands full.",
    )


def file_progress_bytes(draw: Drawer) -> Made:
    pendants, crystals, stage = draw.variable(8), draw.variable(8), draw.variable(8)
    all_pendants, all_crystals = draw.one((0x07, 0x7F), (0x07, 0x7F), (0x0F, 0xFF))
    value = Chosen(
        Bits(Read(crystals), all_crystals, "all"),
        Number(3),
        Chosen(
            Bits(Read(crystals), all_crystals, "any"),
            Number(2),
            Chosen(Bits(Read(pendants), all_pendants, "all"), Number(1), Number(0)),
        ),
    )
    return (put(stage, value),), (
        f"Write a routine that tells the chapter of a save file: 3 if all bits of ${all_crystals:02X} are set in {crystals.address}; else 2 if any of them is; else 1 if all of ${all_pendants:02X} are set in {pendants.address}; else 0. Store it at {stage.address}.",
        f"How do I classify progress for the file screen? Crystals byte {crystals.address} (mask ${all_crystals:02X}): complete 3, some 2. None: pendants byte {pendants.address} (mask ${all_pendants:02X}) complete 1, otherwise 0. Result byte {stage.address}.",
        f"c = byte[{crystals.address}] & ${all_crystals:02X}; byte[{stage.address}] = c == ${all_crystals:02X} ? 3 : c ? 2 : (byte[{pendants.address}] & ${all_pendants:02X}) == ${all_pendants:02X} ? 1 : 0.",
        f"What the file picture shows: the tower (3) for every crystal, the dark world (2) for at least one, the master sword (1) for a full set of pendants and no crystal, the house (0) for less. Crystals are the bits ${all_crystals:02X} of {crystals.address}, pendants ${all_pendants:02X} of {pendants.address}; the picture number belongs in {stage.address}.",
    )


def follower_state(draw: Drawer) -> Made:
    follower, progress, step = draw.variable(8), draw.variable(8), draw.variable(8)
    who, mask, stage = draw.rng.randrange(1, 14), 1 << draw.rng.randrange(8), draw.rng.randrange(1, 9)
    program = (
        If(
            Both(check(follower, "==", who), Bits(Read(progress), mask, "none")),
            (put(follower, 0), put(progress, joined(progress, mask)), put(step, stage)),
        ),
    )
    return program, (
        f"Write a routine that delivers a follower: if {follower.address} is {who} and ${mask:02X} is clear in {progress.address}, the follower leaves ({follower.address} = 0), the mask is set and {step.address} becomes {stage}.",
        f"How do I bring someone home just once? Follower byte {follower.address} == {who}, not yet done (mask ${mask:02X} of {progress.address} clear): follower = 0, mask set, byte {step.address} = {stage}. Anything else: no change.",
        f"if byte[{follower.address}] == {who} && !(byte[{progress.address}] & ${mask:02X}): byte[{follower.address}] = 0; byte[{progress.address}] |= ${mask:02X}; byte[{step.address}] = {stage}.",
        f"Zelda (companion number {who}) reaches the sanctuary. {follower.address} says who walks behind Link; she stays here from now on (0 = nobody). Remember it by the bit ${mask:02X} at {progress.address} and start scene {stage} in {step.address}. If it is remembered already, or someone else follows, do nothing.",
    )


def unlocked_modes(draw: Drawer) -> Made:
    wins, modes = draw.variable(8), draw.variable(8)
    first, second, third = sorted(draw.rng.sample(range(2, 60), 3))
    one, two, four = draw.one((1, 2, 4), (0x10, 0x20, 0x40), (0x80, 0x40, 0x20))
    program = (
        when(check(wins, ">=", first), put(modes, joined(modes, one))),
        when(check(wins, ">=", second), put(modes, joined(modes, two))),
        when(check(wins, ">=", third), put(modes, joined(modes, four))),
    )
    return program, (
        f"Write a routine that unlocks game modes by the number of wins {wins.address}: from {first} on ${one:02X} is set in {modes.address}, from {second} on ${two:02X} as well, from {third} on ${four:02X} as well. Nothing is ever cleared.",
        f"How do I unlock bits at three thresholds? Byte {wins.address}: >= {first} sets ${one:02X}, >= {second} sets ${two:02X}, >= {third} sets ${four:02X} in byte {modes.address}; they add up.",
        f"w = byte[{wins.address}]; byte[{modes.address}] |= (w >= {first} ? ${one:02X} : 0) | (w >= {second} ? ${two:02X} : 0) | (w >= {third} ? ${four:02X} : 0).",
        f"Having finished the game {first} times (count in {wins.address}) you may choose hero mode, after {second} times boss rush too, after {third} times also the sound test. Their bits in {modes.address}: ${one:02X}, ${two:02X}, ${four:02X}. Whatever was open stays open.",
    )


def seed_check(draw: Drawer) -> Made:
    seed, icon = draw.array(8, draw.one(4, 5, 8)), draw.variable(8)
    base, kinds = draw.rng.randrange(8, 0x60), draw.one(8, 16, 32)
    made = Algorithms(draw).own("mixed")
    factor = draw.one(3, 5, 7)
    program = (
        put(made, 0),
        Each((seed,), (put(made, Binary("add", Scaled(Read(made), factor), Read(Here(seed)))),)),
        put(icon, plus(masked(made, kinds - 1), base)),
    )
    return program, (
        f"Write a routine that makes a check icon out of the seed's {seed.length} bytes from {seed.address}: beginning with 0, multiply by {factor} and add the next byte (8-bit), for all of them in order; the icon is the result's low {kinds.bit_length() - 1} bits plus ${base:02X}, stored at {icon.address}.",
        f"How do I hash a seed to one of {kinds} icons? h = 0; for each of {where(seed)}: h = h * {factor} + byte (modulo 256); byte {icon.address} = (h & {kinds - 1}) + ${base:02X}.",
        f"h = 0; for b in {where(seed)}: h = ({factor} * h + b) & $FF; byte[{icon.address}] = (h & ${kinds - 1:02X}) + ${base:02X}.",
        f"Racers compare a picture to be sure that they play the same seed. It is number ${base:02X} + k in {icon.address}, k from 0 to {kinds - 1}: take 0, and for every byte of the seed ({seed.length} from {seed.address}, first to last) times {factor} plus the byte, keeping eight bits; k is what the mask ${kinds - 1:02X} leaves of it.",
    )


def shop_stock(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    stock, prices = draw.array(8, count), draw.array(16, count)
    slot, rupees, item = draw.variable(8, below=count), draw.variable(16), draw.variable(8)
    sold = draw.one(0xFF, 0)
    program = (
        If(check(at(stock, slot), "==", sold), (Stop(),)),
        If(check(rupees, "<", at(prices, slot)), (Stop(),)),
        less(rupees, at(prices, slot)),
        put(item, at(stock, slot)),
        put(at(stock, slot), sold),
    )
    return program, (
        f"Write a routine for a shop that sells each thing once: shelf {slot.address} (0 to {count - 1}) has its item in {where(stock)} and its price in {where(prices)}. If the item is not ${sold:02X} (sold) and the word {rupees.address} is at least the price, pay, hand the item to {item.address} and mark it ${sold:02X}. Otherwise nothing changes.",
        f"How do I buy from a limited stock? Index byte {slot.address} < {count}; items: {where(stock)}; prices: {where(prices)}; purse: word {rupees.address}; bought item: byte {item.address}. Refuse when item == ${sold:02X} or purse < price. Else purse -= price, bought = item, item = ${sold:02X}.",
        f"i = byte[{slot.address}] < {count}; if stock[i] != ${sold:02X} && word[{rupees.address}] >= price[i]: word[{rupees.address}] -= price[i], byte[{item.address}] = stock[i], stock[i] = ${sold:02X}; stock: {where(stock)}; price: {where(prices)}.",
        f"Randomized shop with {count} pedestals. Link steps up to pedestal {slot.address}. What stands on it is a byte from {stock.address}, ${sold:02X} if it has gone; what it costs, a word from {prices.address}. With enough in {rupees.address} (16 bits) he pays and gets it ({item.address}), and the pedestal is bare.",
    )


def seconds_run_out(draw: Drawer) -> Made:
    seconds, clock, stop = draw.variable(16), draw.variable(8), draw.variable(8)
    program = (
        If(check(clock, "<", 59), (more(clock), Stop())),
        put(clock, 0),
        If(check(seconds, "==", 0), (put(stop, 1),), (less(seconds),)),
    )
    return program, (
        f"Write a routine for a timed mode: {clock.address} counts frames from 0 to 59. Below 59 it just goes up by 1; otherwise it becomes 0 and a second has passed: the word {seconds.address} drops by 1, or if it is 0 already, {stop.address} becomes 1.",
        f"How do I count down seconds at 60 frames each? Frame byte {clock.address} < 59: + 1, done. Else 0, and word {seconds.address} - 1 unless it is 0, in which case byte {stop.address} = 1.",
        f"if byte[{clock.address}] < 59: ++byte[{clock.address}]; else byte[{clock.address}] = 0, word[{seconds.address}] ? --word[{seconds.address}] : (byte[{stop.address}] = 1).",
        f"OHKO timer! The 60th frame of every second (frames are kept in {clock.address}, after 59 or more comes 0) takes one second off {seconds.address}, a 16-bit number. When a second is due and none is left Link plays on with one hit to live: 1 in {stop.address}.",
    )


def world_state_swap(draw: Drawer) -> Made:
    inverted, world, flag = draw.variable(8), draw.variable(8), draw.one(0x40, 0x80, 0x01)
    bunny = draw.variable(8)
    effective = Algorithms(draw).own("effective")
    program = (
        put(effective, masked(world, flag)),
        when(check(inverted, "!=", 0), put(effective, toggled(effective, flag))),
        put(bunny, Chosen(check(effective, "!=", 0), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine that finds out if the hero would be a bunny in an inverted game: normally in the world where ${flag:02X} is set in {world.address}, but if {inverted.address} is not 0 in the one where it is clear. {bunny.address} becomes 1 or 0.",
        f"How do I flip a world check by a setting? Setting byte {inverted.address} (0 = normal). {bunny.address} = 1 if (byte {world.address} & ${flag:02X}) is nonzero, when inverted if it is zero; else 0.",
        f"byte[{bunny.address}] = ((byte[{world.address}] & ${flag:02X}) != 0) != (byte[{inverted.address}] != 0).",
        f"Inverted mode turns Hyrule inside out: Link needs the pearl in the Light World. The Dark World is the mask ${flag:02X} of {world.address}; {inverted.address} other than zero means inverted. Tell in {bunny.address} whether the pearl is needed where he is: 1 yes, 0 no.",
    )


def dungeon_items_left(draw: Drawer) -> Made:
    count = draw.one(8, 10, 12, 13)
    found, totals = draw.array(8, count), draw.array(8, count)
    dungeon, left = draw.variable(8, below=count), draw.variable(8)
    return (put(left, Saturating("subtract", Read(at(totals, dungeon)), Read(at(found, dungeon)), 0)),), (
        f"Write a routine that shows how many items a dungeon still holds: for dungeon {dungeon.address} (0 to {count - 1}) subtract what was found ({where(found)}) from what there is ({where(totals)}), not below 0, and store it at {left.address}.",
        f"How do I compute the remaining checks of a dungeon? byte {left.address} = max(total[d] - found[d], 0), d = byte {dungeon.address} < {count}; total: {where(totals)}; found: {where(found)}.",
        f"d = byte[{dungeon.address}]; byte[{left.address}] = max(byte[{totals.address} + d] - byte[{found.address} + d], 0); d < {count}.",
        f"'2 chests left in here', says the HUD. Dungeon {dungeon.address} of {count} (from 0): chests in all from {totals.address}, chests opened from {found.address}, a byte per dungeon. The difference goes to {left.address}; if more were opened than exist, 0.",
    )


RECIPES = (
    count_location,
    goal_reached,
    key_logic,
    hint_price,
    medallion_fits,
    item_from_pool,
    progress_hint,
    completion_rank,
    bottle_slot,
    file_progress_bytes,
    follower_state,
    unlocked_modes,
    seed_check,
    shop_stock,
    seconds_run_out,
    world_state_swap,
    dungeon_items_left,
)
