"""Whole errands over records: some are picked, something is worked out and stored, the rest is counted or reported."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Expression,
    Field,
    Half,
    Here,
    If,
    Index,
    Joined,
    Number,
    Pointed,
    Position,
    Product,
    Read,
    Report,
    Saturating,
    Scaled,
    Stop,
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
    joined,
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    toggled,
    when,
    where,
)

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _binary_of_bcd(byte: Expression) -> Expression:
    """The number that a packed BCD byte means, if its digits are valid: the high one times 10 plus the low one."""
    return plus(Scaled(Field(byte, 4, 4), 10), Field(byte, 0, 4))


def total_of_bcd_prices(draw: Drawer) -> Made:
    prices = draw.array(8, draw.one(3, 4, 5, 6, 8))
    total, purse = draw.variable(16), draw.variable(16)
    held = Algorithms(draw).own("price")
    program = (
        put(total, 0),
        Each(
            (prices,),
            (put(held, Here(prices)), more(total, Widened(_binary_of_bcd(Read(held))))),
        ),
        Report(check(purse, ">=", total)),
    )
    return program, (
        f"Add up the {where(prices)}, which are packed BCD, and store the sum as a binary word at {total.address}. Carry set if the word at {purse.address} (binary) is at least that. A byte's value is 10 * high nibble + low nibble, whatever the nibbles are.",
        f"word[{total.address}] = sum of 10 * (b >> 4) + (b & 15) over the {where(prices)}; carry = word[{purse.address}] >= that.",
        f"Sum of {prices.length} BCD bytes at {prices.address}, result binary, 16-bit, {total.address}. And is word {purse.address} enough (SEC) or not (CLC)? Nibbles over 9 just count as their value.",
        f"How do I check out a basket? Price tags are packed BCD bytes: {where(prices)}. The bill goes in binary to the word {total.address}; the purse is the word {purse.address}, binary too. Return with carry set if the purse covers the bill. (Tags are tens times ten plus ones; no need to validate.)",
        f"The innkeeper chalks up drinks in BCD ({where(prices)}), but my money {purse.address} is a binary word. Work out the bill in binary ({total.address}, a word) as ten times the upper digit plus the lower one for each drink, and tell me by the carry whether I can pay.",
    )


def largest_big_endian_entry(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    block = draw.array(8, 2 * count)
    best, number = draw.variable(16), draw.variable(8)
    own = Algorithms(draw).own
    place, entry, held = own("place"), own("entry"), own("held", 16)
    program = (
        put(best, 0),
        put(number, 0),
        put(place, 0),
        put(entry, 0),
        While(
            check(entry, "<", count),
            (
                put(held, Joined(Read(at(block, place)), Read(at(block, plus(place, 1))))),
                when(check(held, ">", best), put(best, held), put(number, entry)),
                more(place, 2),
                more(entry),
            ),
        ),
    )
    return program, (
        f"At {block.address} there are {count} big-endian words. Store the largest one (unsigned) in the usual order, low byte first, at {best.address} and its number (0 to {count - 1}, the first of equals) at {number.address}.",
        f"{count} words at {block.address}, high byte first: max -> word {best.address} (little-endian), its index -> byte {number.address}; unsigned, first on a tie.",
        f"How do I find the top score in a table from a 68000 game? {count} entries of two bytes at {block.address}, big-endian. Score to {best.address} as the 65816 likes it, which entry to {number.address} (lowest number if equal).",
        f"Imported data again: {count} population numbers, big-endian, {block.address} ff. Which town is the biggest ({number.address}, from 0; earlier one on a tie) and how big is it ({best.address}, normal word)?",
    )


def income_and_costs(draw: Drawer) -> Made:
    moves = draw.array(16, draw.one(4, 5, 6, 8), signed=True)
    income, costs, count = draw.variable(16), draw.variable(16), draw.variable(8)
    program = (
        put(income, 0),
        put(costs, 0),
        put(count, 0),
        Each(
            (moves,),
            (
                If(
                    check(Here(moves), "<", 0, signed=True),
                    (put(costs, minus(costs, Here(moves))), more(count)),
                    (more(income, Here(moves)),),
                ),
            ),
        ),
    )
    return program, (
        f"The {where(moves)} are signed. Add up those that are not negative at {income.address} and the amounts (absolute values) of the negative ones at {costs.address}, both words modulo 65536; how many are negative goes to the byte {count.address}.",
        f"word[{income.address}] = sum of x >= 0, word[{costs.address}] = -sum of x < 0, byte[{count.address}] = #(x < 0); x: {moves.length} signed words at {moves.address}; sums wrap.",
        f"Split {moves.length} two's complement words ({moves.address}) into credits and debits: credits summed in {income.address}, debits as a positive sum in {costs.address}, number of debits in {count.address} (byte).",
        f"How do I do the books at the end of a day? {moves.length} entries, signed 16-bit, from {moves.address}: plus is income, minus spending. Totals, both positive, to {income.address} and {costs.address} (words, may wrap), number of spendings to {count.address}.",
    )


def repair_rom_pointers(draw: Drawer) -> Made:
    pointers = draw.array(16, draw.one(3, 4, 5, 6, 8))
    safe = 0x8000 | draw.rng.randrange(0x100, 0x7F00)
    count, last = draw.variable(8), draw.variable(8)
    program = (
        put(count, 0),
        put(last, 0xFF),
        Each(
            (pointers,),
            (
                when(
                    check(Here(pointers), "<", 0x8000),
                    put(Here(pointers), safe),
                    more(count),
                    put(last, Index()),
                ),
            ),
        ),
    )
    return program, (
        f"Make sure that the {pointers.length} pointers (words) at {pointers.address} point into LoROM's ROM half of a bank: replace each one below $8000 by ${safe:04X}. How many were replaced goes to {count.address}, the index of the last replaced one to {last.address} ($FF if none).",
        f"for i < {pointers.length}: if p[i] < $8000: p[i] = ${safe:04X}, ++n, l = i. p {pointers.address} (words), n -> {count.address} from 0, l -> {last.address} from $FF.",
        f"{pointers.length} LoROM pointers without bank, {pointers.address}. Those that can't be ROM (bit 15 clear) become ${safe:04X}. Count of bad ones: {count.address}; last bad index: {last.address}, $FF for a clean list.",
        f"How do I guard against corrupt script pointers? List of {pointers.length} words at {pointers.address}; in LoROM they must be $8000 or more. A bad one shall lead to the empty script at ${safe:04X}. For my log: number of bad ones ({count.address}) and the last one's number ({last.address}; $FF = all fine).",
    )


def closing_time_sales(draw: Drawer) -> Made:
    sold, stock = draw.slots(8, 8)
    prices = draw.array(8, sold.length)
    takings, kinds = draw.variable(16), draw.variable(8)
    count = Algorithms(draw).own("count")
    program = (
        put(takings, 0),
        put(kinds, 0),
        Each(
            (sold, stock, prices),
            (
                put(count, Binary("min", Read(Here(sold)), Read(Here(stock)))),
                when(
                    check(count, "!=", 0),
                    more(takings, Product(Read(count), Read(Here(prices)))),
                    put(Here(stock), minus(Here(stock), count)),
                    more(kinds),
                ),
            ),
        ),
    )
    return program, (
        f"Settle the orders of a day. For each of {sold.length} goods: ordered pieces from {sold.address}, stock from {stock.address}, price of a piece from {prices.address} (bytes). As many as ordered are sold, but not more than are in stock; they leave the stock, and pieces times price goes into the takings, a word at {takings.address} that starts at 0 and may wrap. Store at {kinds.address} of how many goods something was sold.",
        f"for i < {sold.length}: n = min(want[i], have[i]); have[i] -= n; t += n * price[i]; k += n > 0. want {sold.address}, have {stock.address}, price {prices.address}; t word {takings.address}, k byte {kinds.address}, both from 0.",
        f"{sold.length} goods, three byte lists: wanted {sold.address}, in stock {stock.address}, unit price {prices.address}. Sell min(wanted, stock) of each; revenue (16 bits) -> {takings.address}; goods of which at least one piece went -> {kinds.address}; update the stock only.",
        f"How do I simulate a shop's day? Demand {sold.address}, shelves {stock.address}, prices {prices.address}, {sold.length} articles. Nobody buys what isn't there. Empty the shelves accordingly; the till {takings.address} (word, emptied before) gets the money, {kinds.address} the number of articles sold at all.",
    )


def enlist_newcomer(draw: Drawer) -> Made:
    kinds, healths = draw.slots(8, 8)
    kind = draw.variable(8, below=draw.one(4, 5, 6))
    assert kind.below is not None
    start = draw.table(kind.below)
    place = Algorithms(draw).own("place")
    free = draw.one(0xFF, 0x80)
    program = (
        put(place, Position(kinds, check(Here(kinds), "==", free), 0xFF)),
        when(
            check(place, "!=", 0xFF),
            put(at(kinds, place), kind),
            put(at(healths, place), at(start, kind)),
        ),
        Report(check(place, "!=", 0xFF)),
    )
    return program, (
        f"Spawn an enemy of kind byte[{kind.address}] (below {kind.below}): in the first of {kinds.length} slots whose kind byte (from {kinds.address}) is ${free:02X}, store the kind there and its start health, {listed(start)} by kind, in the slot's byte of the list at {healths.address}. Carry set if a slot was free, otherwise clear and nothing changes.",
        f"i = first k[i] == ${free:02X}; k[i] = x; h[i] = [{listed(start)}][x]; carry = found. k {kinds.address}, h {healths.address}, {kinds.length} bytes each, x = byte {kind.address} < {kind.below}.",
        f"{kinds.length} slots: type {kinds.address} (${free:02X} = empty), health {healths.address}. Create type [{kind.address}] (0-{kind.below - 1}) in the first empty one with health {listed(start)}. SEC/CLC for done/full.",
        f"How do I hire a mercenary? Camp beds 0 to {kinds.length - 1}: who lies there ({kinds.address}; ${free:02X}: free), how strong he is ({healths.address}). The new man's class is {kind.address}, always under {kind.below}; strengths by class are {listed(start)}. He gets the first free bed; without one the carry comes back clear, else set.",
    )


def award_the_living(draw: Drawer) -> Made:
    healths, points = draw.slots(8, 16)
    prize, count = draw.variable(8), draw.variable(8)
    most = draw.one(999, 5000, 9999)
    program = (
        put(count, 0),
        Each(
            (healths, points),
            (
                when(
                    check(Here(healths), "!=", 0),
                    put(
                        Here(points),
                        Binary(
                            "min",
                            Saturating("add", Read(Here(points)), Widened(Read(prize)), 0xFFFF),
                            Number(most, 16),
                        ),
                    ),
                    more(count),
                ),
            ),
        ),
    )
    return program, (
        f"After a battle each of {healths.length} members whose health (bytes from {healths.address}) isn't 0 gets byte[{prize.address}] points; the points are words from {points.address} and end at {most} (a living member with more is set to {most}). How many were alive goes to {count.address}.",
        f"for i < {healths.length} with hp[i]: xp[i] = min(xp[i] + [{prize.address}], {most}) (no wrap), ++n. hp bytes {healths.address}, xp words {points.address}, n {count.address} from 0.",
        f"Give [{prize.address}] exp to everyone alive: hp {healths.address} (bytes, 0 = dead), exp {points.address} (words, cap {most}), {healths.length} heroes; number rewarded -> {count.address}.",
        f"How do I hand out experience without the fallen? Party of {healths.length}; health bytes {healths.address}; experience words {points.address}, at most {most}; the monster was worth {prize.address} (byte) to each. Store the number of survivors at {count.address}.",
    )


def fastest_bcd_lap(draw: Drawer) -> Made:
    laps = draw.array(16, draw.one(3, 4, 5, 6))
    best, seconds = draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    least, minutes = own("least", 16), own("minutes")
    program = (
        put(least, 0xFFFF),
        put(best, 0xFF),
        Each(
            (laps,),
            (
                when(
                    Both(check(Here(laps), "!=", 0), check(Here(laps), "<", least)),
                    put(least, Here(laps)),
                    put(best, Index()),
                ),
            ),
        ),
        put(minutes, _binary_of_bcd(Half(Read(least), True))),
        put(
            seconds,
            plus(Product(Read(minutes), Number(60)), Widened(_binary_of_bcd(Half(Read(least), False)))),
        ),
        when(check(best, "==", 0xFF), put(seconds, 0)),
    )
    return program, (
        f"The {where(laps)} are lap times in packed BCD, minutes in the high byte, seconds in the low one; 0 and $FFFF mean not driven. Store the number of the shortest driven lap (first of equals) at {best.address} and its time in seconds, binary, as a word at {seconds.address}; $FF and 0 if none was driven. A BCD byte counts as 10 * high nibble + low nibble even with invalid digits (as a byte); compare the words as they are.",
        f"i = argmin of the words {laps.address}[{laps.length}] that are neither 0 nor $FFFF (BCD mm:ss); byte[{best.address}] = i; word[{seconds.address}] = 60 * mm + ss in binary, xy -> 10x + y mod 256. None: $FF, 0.",
        f"Best lap of {laps.length}: BCD words mmss at {laps.address}, 0 and $FFFF = none. Lap number -> {best.address}, binary seconds -> word {seconds.address} ($FF/0 if empty). Nibbles are simply 10 * hi + lo in a byte.",
        f"How do I find the best time and turn it into seconds? {laps.length} BCD times ($0135 = 1:35) as words at {laps.address}; 0 and $FFFF are empty. The smallest one's place goes to {best.address} (earliest if equal; $FF: nothing there), and 60 times minutes plus seconds to {seconds.address} (0: nothing there). Bad digits need no check: tens digit times 10 plus ones, 8 bits.",
    )


def autumn_tiles(draw: Drawer) -> Made:
    tiles = draw.array(8, draw.one(8, 12, 16, 24))
    count = draw.one(3, 4, 5, 6)
    first = draw.rng.randrange(0x10, 0xE0)
    new, changed = draw.table(count), draw.variable(8)
    held = Algorithms(draw).own("held")
    program = (
        put(changed, 0),
        Each(
            (tiles,),
            (
                put(held, minus(Here(tiles), first)),
                when(check(held, "<", count), put(Here(tiles), at(new, held)), more(changed)),
            ),
        ),
    )
    last = first + count - 1
    return program, (
        f"Exchange some tiles in the {where(tiles)}: ${first:02X} to ${last:02X} become {listed(new)}, in this order; all others stay. Count the exchanged ones at {changed.address}.",
        f"for t in {tiles.length} bytes {tiles.address}: if ${first:02X} <= t <= ${last:02X}: t = [{listed(new)}][t - ${first:02X}], ++n; n -> {changed.address} (from 0).",
        f"Tile swap, in place: buffer {where(tiles)}, ${first:02X}-${last:02X} -> {listed(new)}; number of swaps to {changed.address}.",
        f"How do I change the season on a screen buffer? Summer tiles are ${first:02X} up to ${last:02X}, their autumn versions {listed(new)} one for one. Buffer: {where(tiles)}. I also need to know how many leaves turned: {changed.address}. Each tile is looked at once, so a new tile is not changed again.",
    )


def say_unless_recent(draw: Drawer) -> Made:
    length = draw.one(2, 4, 8)
    recent = draw.array(8, length)
    place, line, said = draw.variable(8, below=length), draw.variable(8), draw.variable(8)
    program = (
        put(said, Position(recent, check(Here(recent), "==", line), 0xFF)),
        when(check(said, "!=", 0xFF), put(said, 0), Stop()),
        put(at(recent, place), line),
        put(place, masked(plus(place, 1), length - 1)),
        put(said, 1),
    )
    return program, (
        f"Avoid repetitions: if the line number byte[{line.address}] is among the last {length} said (bytes at {recent.address}), store 0 at {said.address} and change nothing else. Otherwise store 1, write the number into the ring of the last {length} at index byte[{place.address}] (below {length}) and advance that index, from {length - 1} to 0.",
        f"x in r ? ok = 0 : (r[p] = x, p = (p + 1) & {length - 1}, ok = 1); r {where(recent)}, p {place.address} < {length}, x {line.address}, ok {said.address}.",
        f"Gate for chatter: [{line.address}] blocked if in the {length}-byte ring {recent.address}; else it replaces the entry at [{place.address}] (0-{length - 1}), which moves on cyclically. {said.address} = 1 allowed, 0 blocked.",
        f"How do I keep my fairy from saying the same thing again? What she wants to say: {line.address}. Her {length} latest sentences: {recent.address}, the oldest of them at place {place.address} (always below {length}). A sentence among them is swallowed ({said.address} = 0), a fresh one ({said.address} = 1) takes the oldest one's place, and the next place becomes the oldest, going round.",
    )


def open_doors_with_keys(draw: Drawer) -> Made:
    locks, states = draw.slots(8, 8)
    keys, opened = draw.variable(8), draw.variable(8)
    bits = Table("BitTable", "bit", tuple(1 << place for place in range(8)))
    shut, open_ = draw.one((0, 1), (1, 0), (2, 3), (0xFF, 0))
    program = (
        put(opened, 0),
        Each(
            (locks, states),
            (
                when(
                    Both(
                        check(Here(states), "==", shut),
                        check(masked(keys, at(bits, Field(Read(Here(locks)), 0, 3))), "!=", 0),
                    ),
                    put(Here(states), open_),
                    more(opened),
                ),
            ),
        ),
    )
    return program, (
        f"Open every door the hero has a key for: there are {locks.length} doors, the lock of each in the low three bits of its byte from {locks.address}, its state in its byte from {states.address}. If the state is ${shut:02X} and the bit of {keys.address} with the lock's number is set, the state becomes ${open_:02X}. Count the doors opened at {opened.address}.",
        f"for i < {locks.length}: if s[i] == ${shut:02X} and k >> (l[i] & 7) & 1: s[i] = ${open_:02X}, ++n. l {locks.address}, s {states.address}, k byte {keys.address}, n {opened.address} from 0.",
        f"{locks.length} doors, lock numbers {locks.address} (& 7), states {states.address} (${shut:02X} shut, ${open_:02X} open), key ring = bits of {keys.address}. Unlock all that fit, number of them -> {opened.address}.",
        f"How do I use a whole bunch of keys at once? Key k is bit k of {keys.address}. Chest c has lock ({locks.address} + c) & 7 and is locked while the byte {states.address} + c is ${shut:02X}; then it turns to ${open_:02X} if I have the key. {locks.length} chests. Tell me how many clicked in {opened.address}.",
    )


def harvest_ripe_fields(draw: Drawer) -> Made:
    ages, kinds = draw.slots(8, 8)
    store, picked = draw.array(8, 4), draw.variable(8)
    ripe = draw.rng.randrange(4, 60)
    kind = Algorithms(draw).own("kind")
    program = (
        put(picked, 0),
        Each(
            (ages, kinds),
            (
                when(
                    check(Here(ages), ">=", ripe),
                    put(kind, masked(Here(kinds), 3)),
                    more_up_to(at(store, kind), 99),
                    put(Here(ages), 0),
                    more(picked),
                ),
            ),
        ),
    )
    return program, (
        f"Harvest: of {ages.length} fields those whose age (bytes from {ages.address}) is at least {ripe} are ripe. For each of them raise the store of its kind, one of four bytes at {store.address}, chosen by the low two bits of the field's byte from {kinds.address}, by one but not above 99; set its age to 0; and count it at {picked.address}.",
        f"for i < {ages.length}: if a[i] >= {ripe}: s[k[i] & 3] = min(s[k[i] & 3] + 1, 99), a[i] = 0, ++n. a {ages.address}, k {kinds.address}, s {store.address} (4 bytes), n {picked.address} from 0.",
        f"Crops: ages {ages.address}, kinds {kinds.address} (& 3), {ages.length} plots, ripe from {ripe}. Ripe ones go to the 4 stores at {store.address} (max 99 each) and start over at age 0. Plots harvested -> {picked.address}, counted even if the store is full.",
        f"How do I collect all ripe beehives? Hive h: days since last visit {ages.address} + h, honey sort {kinds.address} + h (lowest two bits); {ages.length} hives. From {ripe} days on it gives a pot: pots of sort s are counted in {store.address} + s, up to 99 (a pot beyond is lost), and the days go to 0. Hives emptied: {picked.address}.",
    )


def unpack_delivery(draw: Drawer) -> Made:
    delivery = draw.array(8, draw.one(8, 10, 12))
    stock = draw.array(8, draw.one(4, 8))
    total = draw.variable(8)
    place = Algorithms(draw).own("place")
    mask = stock.length - 1
    item = masked(at(delivery, place), mask)
    program = (
        put(total, 0),
        put(place, 0),
        While(
            check(place, "<", delivery.length),
            (
                when(check(at(delivery, place), "==", 0xFF), Stop()),
                more(at(stock, item), masked(at(delivery, plus(place, 1)), 15)),
                more(total, masked(at(delivery, plus(place, 1)), 15)),
                more(place, 2),
            ),
        ),
    )
    return program, (
        f"Book a delivery in: at {delivery.address} there are pairs of bytes, item number (the low {mask.bit_length()} bits) and amount (the low four bits), until an item number of $FF or {delivery.length // 2} pairs. Add each amount to the item's byte of the {stock.length} at {stock.address} (modulo 256), and the sum of all amounts goes to {total.address}.",
        f"for i < {delivery.length // 2}: a, n = pair i; a == $FF: stop; s[a & {mask}] += n & 15; t += n & 15. pairs {delivery.address}, s {stock.address}, t {total.address} from 0; bytes wrap.",
        f"(item, count) pairs at {delivery.address}, ended by item $FF, at most {delivery.length // 2}. stock[item & {mask}] += count & 15, stock = {stock.length} bytes {stock.address}; total count -> {total.address}. No limit checks, bytes wrap.",
        f"How do I empty a treasure chest with several things in it? Its list ({delivery.address}) names thing and number alternately, $FF in the place of a thing ends it, else it has {delivery.length // 2} entries. Things count modulo {stock.length}, of the numbers only bits 0-3. Raise my bag's counters ({stock.address} + thing) and report the number of pieces in {total.address}.",
    )


def replace_behind_pointer(draw: Drawer) -> Made:
    pointer = draw.pointer()
    old, new, count = draw.variable(8), draw.rng.randrange(1, 255), draw.variable(8)
    length = draw.one(4, 6, 8)
    place = Algorithms(draw).own("place")
    here = Pointed(pointer, Read(place))
    program = (
        put(count, 0),
        put(place, 0),
        While(
            check(place, "<", length),
            (
                when(check(here, "==", old), put(here, new), more(count)),
                more(place),
            ),
        ),
    )
    return program, (
        f"In the {length} bytes that the {pointer.width}-bit pointer at {pointer.address} points to, replace every byte[{old.address}] by ${new:02X} and store how many there were at {count.address}.",
        f"for i < {length}: if p[i] == [{old.address}]: p[i] = ${new:02X}, ++n. p: {pointer.width}-bit pointer {pointer.address}; n -> {count.address} from 0.",
        f"Search and replace through a {'long' if pointer.width == 24 else 'near'} pointer: {pointer.address}, {length} bytes, [{old.address}] -> ${new:02X}, number of hits to {count.address}.",
        f"How do I turn all bombs on a shelf into apples? {pointer.address} ({pointer.width}-bit pointer, direct page) leads to the shelf of {length} bytes; bombs are code {old.address}, apples ${new:02X}. How many it were goes to {count.address}.",
    )


def hurt_through_pointer(draw: Drawer) -> Made:
    pointer, damage = draw.pointer(), draw.variable(8)
    health, flags = draw.rng.sample(range(8), 2)
    dead = 1 << draw.rng.randrange(8)
    life = Pointed(pointer, Number(health))
    state = Pointed(pointer, Number(flags))
    program = (
        put(life, Saturating("subtract", Read(life), Read(damage), 0)),
        when(check(life, "==", 0), put(state, joined(state, dead))),
        Report(check(life, "==", 0)),
    )
    return program, (
        f"The {pointer.width}-bit pointer at {pointer.address} points to an enemy's record: health is byte {health}, flags are byte {flags} of it. Take byte[{damage.address}] from the health, not below 0. If that leaves 0, set flag ${dead:02X} and return with carry set, otherwise with carry clear.",
        f"p[{health}] = max(p[{health}] - [{damage.address}], 0); if 0: p[{flags}] |= ${dead:02X}, carry = 1, else carry = 0. p = {pointer.width}-bit pointer {pointer.address}.",
        f"Damage via pointer {pointer.address} ({pointer.width} bits): hp at +{health}, status at +{flags}. hp -= [{damage.address}], floor 0; hp 0 -> status |= ${dead:02X} and SEC; else CLC.",
        f"How do I hit whatever {pointer.address} (a {'long' if pointer.width == 24 else '16-bit'} pointer) is aimed at? Its life is at offset {health}, its status bits at offset {flags}. The blow takes {damage.address} of life, at most all of it. With no life left it gets bit ${dead:02X} and the carry tells me it's dead (also if it was before).",
    )


def fetch_checked_record(draw: Drawer) -> Made:
    pointer = draw.pointer()
    work, good = draw.array(8, draw.one(3, 4, 5, 6)), draw.variable(8)
    own = Algorithms(draw).own
    place, total = own("place"), own("total")
    program = (
        put(place, 0),
        put(total, 0),
        While(
            check(place, "<", work.length),
            (
                put(at(work, place), Pointed(pointer, Read(place))),
                put(total, toggled(total, Pointed(pointer, Read(place)))),
                more(place),
            ),
        ),
        put(good, total),
    )
    return program, (
        f"Copy the {work.length} bytes that the {pointer.width}-bit pointer at {pointer.address} points to into the work area {work.address}, and put their exclusive-or into {good.address}.",
        f"w[i] = p[i], i < {work.length}; byte[{good.address}] = p[0] ^ ... ^ p[{work.length - 1}]. p: {pointer.width}-bit pointer {pointer.address}; w {work.address}.",
        f"Load a {work.length}-byte record through pointer {pointer.address} ({pointer.width}-bit) to {work.address}; XOR of it to {good.address}.",
        f"How do I unpack a save slot with its check value? {pointer.address} points to the slot ({pointer.width} bits). Its {work.length} bytes belong at {work.address}; all of them XORed together belong at {good.address}, where the caller compares.",
    )


def differences_behind_pointers(draw: Drawer) -> Made:
    one, two = draw.pointer(), draw.pointer()
    length, count = draw.one(3, 4, 6, 8), draw.variable(8)
    own = Algorithms(draw).own
    place, held = own("place"), own("held")
    program = (
        put(count, 0),
        put(place, 0),
        While(
            check(place, "<", length),
            (
                put(held, Pointed(one, Read(place))),
                when(check(held, "!=", Pointed(two, Read(place))), more(count)),
                more(place),
            ),
        ),
    )
    return program, (
        f"Compare {length} bytes behind the {one.width}-bit pointer at {one.address} with {length} bytes behind the {two.width}-bit pointer at {two.address}, offset by offset, and store how many differ at {count.address}.",
        f"byte[{count.address}] = #{{i < {length}: p[i] != q[i]}}; p: {one.width}-bit pointer {one.address}, q: {two.width}-bit pointer {two.address}.",
        f"{length} bytes by two pointers, {one.address} ({one.width} bits) and {two.address} ({two.width} bits): number of unequal offsets -> {count.address}.",
        f"How alike are two records? One is behind {one.address} ({one.width}-bit pointer), the other behind {two.address} ({two.width}-bit), {length} bytes each. Write the number of bytes that aren't the same to {count.address}; 0 for twins.",
    )


RECIPES = (
    total_of_bcd_prices,
    largest_big_endian_entry,
    income_and_costs,
    repair_rom_pointers,
    closing_time_sales,
    enlist_newcomer,
    award_the_living,
    fastest_bcd_lap,
    autumn_tiles,
    say_unless_recent,
    open_doors_with_keys,
    harvest_ripe_fields,
    unpack_delivery,
    replace_behind_pointer,
    hurt_through_pointer,
    fetch_checked_record,
    differences_behind_pointers,
)
