"""Bags and shops: what is carried, equipped, stacked, traded, brewed, broken and repaired."""

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
    Fold,
    Here,
    If,
    Item,
    Number,
    Position,
    Product,
    Read,
    Report,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Shove,
    Stop,
    Swap,
    Table,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import check, less, less_down_to, listed, more, more_up_to, put, where

SUBJECT = "memory and blocks"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def put_into_bag(draw: Drawer) -> Made:
    bag, item = draw.array(8, draw.one(6, 8, 10, 12, 16)), draw.variable(8)
    place = Algorithms(draw).own("place")
    empty = draw.one(0, 0, 0xFF)
    free = check(Here(bag), "==", empty)
    program = (
        Set(place, Position(bag, free, 0x80)),
        If(check(place, "!=", 0x80), (put(Item(bag, Read(place)), Read(item)),)),
        Report(check(place, "!=", 0x80)),
    )
    return program, (
        f"Write a routine that puts the item {item.address} (byte) into the bag: into the first of the {where(bag)} that is ${empty:02X}, an empty place. Carry set if there was room, clear if the bag is full.",
        f"How do I pick up an item? Bag: {where(bag)}, ${empty:02X} = nothing. Store byte {item.address} in the first gap and return carry set; no gap: change nothing, carry clear.",
        f"i = first with bag[i] == ${empty:02X}; found: bag[i] = byte[{item.address}], SEC; else CLC. bag: {where(bag)}.",
        f"There is a mushroom (its number is in {item.address}) on the path. My hero's knapsack has {bag.length} pockets, {where(bag)}; ${empty:02X} marks an empty one. It goes into the nearest empty pocket from the front. Say by the carry whether he could take it (set = yes).",
    )


def stack_items(draw: Drawer) -> Made:
    kinds, amounts = draw.slots(8, 8)
    item, most = draw.variable(8), draw.one(9, 20, 64, 99)
    place = Algorithms(draw).own("place")
    program = (
        Set(place, Position(kinds, check(Here(kinds), "==", Read(item)), 0xFF)),
        If(check(place, "!=", 0xFF), (more_up_to(Item(amounts, Read(place)), most),)),
    )
    return program, (
        f"Write a routine that stacks an item: find the first slot whose kind ({where(kinds)}) equals the byte {item.address} and add 1 to the same slot's amount ({where(amounts)}), to {most} at most. No such slot: nothing happens.",
        f"How do I raise the count of an item I already carry? Kinds: {where(kinds)}. Counts: {where(amounts)}. Item: byte {item.address}. First match + 1, limit {most}; not found: leave everything.",
        f"i = first with kind[i] == byte[{item.address}]; if any: n[i] = min(n[i] + 1, {most}). kind: {where(kinds)}; n: {where(amounts)}.",
        f"Another herb for the pile. Piles are described twice, what they are ({where(kinds)}) and how high ({where(amounts)}). The one of sort {item.address}, the earliest if there are two, grows by one but not over {most}; a sort that has no pile is left lying.",
    )


def throw_away(draw: Drawer) -> Made:
    bag, item = draw.array(8, draw.one(4, 6, 8, 12, 16)), draw.variable(8)
    last = draw.maybe(0.3)
    which = "last" if last else "first"
    place = Algorithms(draw).own("place")
    program = (
        Set(place, Position(bag, check(Here(bag), "==", Read(item)), 0xFF, last)),
        If(check(place, "!=", 0xFF), (put(Item(bag, Read(place)), 0),)),
    )
    return program, (
        f"Write a routine that throws one item away: the {which} of the {where(bag)} that equals {item.address} becomes 0; if there is none the bag stays.",
        f"How do I drop an item from the inventory? Inventory: {where(bag)}. Item: byte {item.address}. Zero its {which} occurrence only.",
        f"i = {which} with bag[i] == byte[{item.address}]; if found bag[i] = 0; bag: {where(bag)}.",
        f"The witch takes one of the things named in {item.address} out of my basket ({where(bag)}) and leaves a hole, 0. If I have several she takes the {which}; if I have none she goes without.",
    )


def equip_from_bag(draw: Drawer) -> Made:
    bag, worn = draw.array(8, draw.one(4, 6, 8, 10, 12, 20)), draw.variable(8)
    cursor = draw.variable(8, below=bag.length)
    return (Swap(worn, Item(bag, Read(cursor))),), (
        f"Write a routine that equips an item: what is worn ({worn.address}) and what lies in the bag at the cursor {cursor.address} (0 to {bag.length - 1}) change places; the bag is {where(bag)}.",
        f"How do I swap the equipped weapon with one in the bag? Equipped: byte {worn.address}. Bag: {where(bag)}. Index: byte {cursor.address}, less than {bag.length}.",
        f"swap(byte[{worn.address}], byte[{bag.address} + byte[{cursor.address}]]); index < {bag.length}.",
        f"Pressing A on slot {cursor.address} of the menu ({bag.length} slots, numbered from 0, {where(bag)}) puts that thing into Link's hand and the thing from his hand ({worn.address}) into the slot.",
        f"hand {worn.address} <-> pocket[{cursor.address}], pockets: {where(bag)}, number always valid.",
    )


def better_tier(draw: Drawer) -> Made:
    count = draw.one(4, 5, 6)
    money = draw.variable(16)
    prices = Table("UpgradePriceTable", "price", tuple(draw.rng.randrange(20, 3000) for _ in range(count)), 16)
    tier = draw.variable(8, below=count)
    shown = ", ".join(map(str, prices.values))
    cost = Read(Item(prices, Read(tier)))
    program = (
        If(Compared("<", Read(money), cost), (Stop(),)),
        less(money, cost),
        If(check(tier, "<", count - 1), (more(tier),)),
    )
    return program, (
        f"Write a routine for the smith: improving a sword of level {tier.address} (0 to {count - 1}) costs {shown} for level 0, 1 and so on. If the money (word {money.address}) suffices, take the price off and raise the level by 1, but not above {count - 1} (the smith polishes the best one for its price).",
        f"How do I sell upgrades whose price depends on the level? Level byte {tier.address} < {count}; price = [{shown}][level]; purse word {money.address}. Purse >= price: purse - price, level + 1 (level {count - 1} stays). Too poor: nothing.",
        f"p = [{shown}][byte[{tier.address}]]; if word[{money.address}] >= p: word[{money.address}] -= p, byte[{tier.address}] = min(byte[{tier.address}] + 1, {count - 1}). Level < {count}.",
        f"The forge asks {shown} rupees for its {count} works, by the present rank of the blade in {tier.address}, which is never more than {count - 1}. Whoever has enough at {money.address} (16 bits) pays and goes home one rank higher; from the highest he pays but gains nothing. Others are sent away.",
    )


def trading_chain(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5, 6)
    held, step = draw.variable(8), draw.variable(8, below=count)
    goods = tuple(draw.rng.sample(range(1, 12), count + 1))
    wants = Table("WantedTable", "wanted item", goods[:count])
    gives = Table("GivenTable", "given item", goods[1:])
    program = (
        If(check(held, "!=", Read(Item(wants, Read(step)))), (Stop(),)),
        put(held, Read(Item(gives, Read(step)))),
        more(step),
    )
    return program, (
        f"Write a routine for a trading quest of {count} people: person {step.address} (0 to {count - 1}) wants {listed(wants)} (in this order) and gives {listed(gives)}. If the item carried, {held.address}, is what this person wants, replace it by what is given and raise {step.address} by 1.",
        f"How do I do one step of a trade sequence? Stage byte {step.address}, below {count}. Wanted: {listed(wants)}. Given: {listed(gives)}. Carried item: byte {held.address}. A match: item = given[stage], stage + 1. No match: no deal.",
        f"s = byte[{step.address}] < {count}; if byte[{held.address}] == [{listed(wants)}][s]: byte[{held.address}] = [{listed(gives)}][s], byte[{step.address}] = s + 1.",
        f"First ${goods[0]:02X} for ${goods[1]:02X}, then ${goods[1]:02X} for ${goods[2]:02X} and so on up to ${goods[-1]:02X}; in full, {listed(wants)} are asked for in turn and {listed(gives)} handed over. {step.address} says how many deals were made, at most {count - 1}. Offer {held.address}: the right thing is exchanged and the deal counted, a wrong one kept.",
    )


def brew_potion(draw: Drawer) -> Made:
    herbs, water, potions = draw.variable(8), draw.variable(8), draw.variable(8)
    a, b = draw.rng.randrange(1, 9), draw.rng.randrange(1, 9)
    most = draw.one(9, 20, 99)
    program = (
        If(
            Both(check(herbs, ">=", a), check(water, ">=", b)),
            (less(herbs, a), less(water, b), more_up_to(potions, most)),
        ),
    )
    return program, (
        f"Write a routine that brews a potion: it needs {a} of the herbs {herbs.address} and {b} of the water {water.address}; if both are there, take them and add 1 to the potions {potions.address}, to {most} at most. Otherwise take nothing. Unsigned bytes.",
        f"How do I craft one thing from two ingredients? Need byte {herbs.address} >= {a} and byte {water.address} >= {b}. Then subtract those and product byte {potions.address} + 1 (ceiling {most}; what is beyond it is lost). If one is short, no change at all.",
        f"if byte[{herbs.address}] >= {a} && byte[{water.address}] >= {b}: byte[{herbs.address}] -= {a}; byte[{water.address}] -= {b}; byte[{potions.address}] = min(byte[{potions.address}] + 1, {most}).",
        f"Crafting: {a} wood ({herbs.address}) plus {b} iron ({water.address}) make one bolt ({potions.address}, the quiver takes {most}). A half-filled workbench does nothing and eats nothing; a full quiver wastes the bolt.",
    )


def bag_size(draw: Drawer) -> Made:
    count = draw.one(3, 4, 5)
    bombs, bag = draw.variable(8), draw.variable(8, below=count)
    sizes = Table("CapacityTable", "capacity", tuple(sorted(draw.rng.sample(range(5, 100), count))))
    found = draw.one(1, 4, 5, 10)
    shown = ", ".join(map(str, sizes.values))
    most = Read(Item(sizes, Read(bag)))
    total = Saturating("add", Read(bombs), Number(found), 255)
    return (put(bombs, Binary("min", total, most)),), (
        f"Write a routine that adds {found} bombs to {bombs.address}, limited by the bag: bag level {bag.address} (0 to {count - 1}) holds {shown}. A count above the capacity becomes the capacity.",
        f"How do I cap ammunition by an upgradable capacity? Count byte {bombs.address} += {found}; maximum = [{shown}][byte {bag.address}], level below {count}. The sum must not wrap.",
        f"byte[{bombs.address}] = min(byte[{bombs.address}] + {found}, [{shown}][byte[{bag.address}]]); 9-bit sum, index < {count}.",
        f"A crate with {found} in it! How many of them fit depends on the pouch ({bag.address}: 0 is the smallest, {count - 1} the largest; they hold {shown}). Update {bombs.address}; what does not fit is left behind.",
    )


def burden(draw: Drawer) -> Made:
    amounts, weights = draw.slots(8, 8)
    total, limit, slow = draw.variable(16), draw.rng.randrange(500, 20000), draw.variable(8)
    program = (
        put(total, 0),
        Each((amounts, weights), (more(total, Product(Read(Here(amounts)), Read(Here(weights)))),)),
        put(slow, Chosen(check(total, ">", limit), Number(1), Number(0))),
    )
    return program, (
        f"Write a routine that weighs the baggage: the sum of amount times weight (amounts: {where(amounts)}; weights: {where(weights)}) goes to the word {total.address}, modulo 65536; {slow.address} becomes 1 if that is more than {limit}, else 0.",
        f"How do I compute encumbrance? For each of {amounts.length} items count * unit weight, both bytes (counts: {where(amounts)}; unit weights: {where(weights)}). 16-bit total to {total.address} (wraps), overloaded flag {slow.address} = total > {limit}.",
        f"word[{total.address}] = sum n[i] * w[i] (16 bits); byte[{slow.address}] = word[{total.address}] > {limit}; n: {where(amounts)}; w: {where(weights)}.",
        f"My mule carries up to {limit}. Its panniers list how many of each ware ({where(amounts)}) and what one piece weighs ({where(weights)}). The load belongs in {total.address} (two bytes, overflow dropped), and 1 in {slow.address} if it is too much, 0 if not.",
    )


def close_gaps(draw: Drawer) -> Made:
    bag = draw.array(8, draw.one(6, 8, 10, 12, 16))
    target = draw.array(8, bag.length)
    place, total = Algorithms(draw).own("place"), draw.variable(8)
    stored = (put(Item(target, Read(place)), Read(Here(bag))), more(place))
    program = (
        put(place, 0),
        Each((bag,), (If(check(Here(bag), "!=", 0), stored),)),
        put(total, Read(place)),
    )
    return program, (
        f"Write a routine that lists what the bag holds without gaps: copy the nonzero ones of the {where(bag)} in order to {target.address} on, one after the other, and their number to {total.address}. What lies in the list ({target.length} bytes) behind them stays as it is.",
        f"How do I build a menu of only the owned items? Items: {where(bag)}, 0 = not owned. Write the owned ones packed to {target.address}..., count to the byte {total.address}. Order kept; the rest of the {target.length}-byte menu list is not touched.",
        f"n = 0; for each x in {where(bag)}: if x: byte[{target.address} + n++] = x; byte[{total.address}] = n.",
        f"Empty pockets should not appear on the pause screen. From {where(bag)} take whatever is not 0, first to last, and line it up at {target.address} ({target.length} bytes are reserved there; do not clear the unused end). {total.address} shall know how many there were.",
    )


def next_in_queue(draw: Drawer) -> Made:
    queue, served = draw.array(8, draw.one(4, 5, 6, 8, 12)), draw.variable(8)
    empty = draw.one(0, 0xFF)
    program = (put(served, Read(Item(queue, Number(0)))), Shove(queue, False, Number(empty)))
    return program, (
        f"Write a routine that takes the first order from a queue: the first of the {where(queue)} goes to {served.address}, all others move one place forward, and the last place becomes ${empty:02X}.",
        f"How do I pop the front of a {queue.length}-entry queue at {queue.address} (bytes)? Front to {served.address}, close up, ${empty:02X} in at the back.",
        f"byte[{served.address}] = q[0]; q[i] = q[i + 1]; q[{queue.length - 1}] = ${empty:02X}; q: {where(queue)}.",
        f"Customers wait in line, {where(queue)}. The innkeeper calls the one in front to {served.address}; everybody behind steps up and the free spot at the end is marked ${empty:02X}.",
    )


def has_several(draw: Drawer) -> Made:
    bag, wanted = draw.one(draw.slots, draw.records)(8)[0], draw.rng.randrange(1, 256)
    need, count = draw.rng.randrange(2, 4), Algorithms(draw).own("count")
    program = (
        Set(count, Count(bag, check(Here(bag), "==", wanted))),
        Report(check(count, ">=", need)),
    )
    return program, (
        f"Write a routine that checks for {need} equal items: carry set if at least {need} of the {where(bag)} are ${wanted:02X}, else clear.",
        f"How do I ask whether the player has {need} of item ${wanted:02X}? Each takes a slot of its own: {where(bag)}. Carry set = {need} or more, carry clear = fewer.",
        f"carry = count(bag[i] == ${wanted:02X}) >= {need}; bag: {where(bag)}.",
        f"The bee keeper wants {need} jars, thing number ${wanted:02X}. Look through the {where(bag)} and return SEC if I can give him that many, CLC if not.",
    )


def wear_out(draw: Drawer) -> Made:
    weapon, uses = draw.variable(8), draw.variable(8)
    broken = draw.one(0, 0, draw.rng.randrange(1, 256))
    program = (
        If(check(weapon, "==", broken), (Stop(),)),
        If(check(uses, ">", 1), (less(uses), Stop())),
        put(uses, 0),
        put(weapon, broken),
    )
    return program, (
        f"Write a routine that wears out a weapon: unless {weapon.address} is ${broken:02X} (none in hand), a durability {uses.address} above 1 falls by 1; at 1 or 0 it becomes 0 and the weapon ${broken:02X}. Bytes.",
        f"How do I make swords break? Weapon byte {weapon.address} (${broken:02X} = no weapon, nothing to do). Uses left: byte {uses.address}. More than 1: - 1. Otherwise: uses = 0, weapon = ${broken:02X}.",
        f"if w != ${broken:02X}: if u > 1: u -= 1; else u = 0, w = ${broken:02X}; w = byte[{weapon.address}], u = byte[{uses.address}].",
        f"Every blow with the branch in {weapon.address} costs one of its lives at {uses.address}. With the last life it snaps: 0 lives, and the hand holds ${broken:02X}, which stands for the bare fist. Fists do not wear out.",
    )


def repair_price(draw: Drawer) -> Made:
    now, full, cost = draw.variable(8), draw.variable(8), draw.variable(16)
    each, base = draw.rng.randrange(2, 20), draw.one(0, 10, 50, 100)
    missing = Widened(Saturating("subtract", Read(full), Read(now), 0))
    price = Scaled(missing, each)
    total = Binary("add", price, Number(base, 16)) if base else price
    fee = f" plus a fee of {base}" if base else ""
    return (put(cost, total),), (
        f"Write a routine that quotes a repair: each missing point of durability costs {each}{fee}. Missing is maximum {full.address} minus current {now.address} (bytes; 0 if current is higher). The price goes to the word {cost.address}.",
        f"How do I compute repair costs? Condition byte {now.address}, best condition byte {full.address}. Price (word {cost.address}) = max(best - condition, 0) * {each}{f' + {base}' if base else ''}.",
        f"word[{cost.address}] = max(byte[{full.address}] - byte[{now.address}], 0) * {each}{f' + {base}' if base else ''}.",
        f"The armourer looks at the dents: {full.address} would be perfect, {now.address} it is. {each} rupees a dent{fee}; an armour better than perfect has no dents. Put his bill, 16 bits, into {cost.address}.",
    )


def buy_many(draw: Drawer) -> Made:
    number, price, money, bought = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    cost = Algorithms(draw).own("cost", 16)
    program = (
        put(cost, Product(Read(number), Read(price))),
        If(
            check(money, "<", Read(cost)),
            (put(bought, 0),),
            (less(money, Read(cost)), put(bought, Read(number))),
        ),
    )
    return program, (
        f"Write a routine that buys several at once: {number.address} pieces at {price.address} each (bytes, 16-bit product). If the money word {money.address} covers it, subtract it and store the number in {bought.address}; if not, store 0 there and keep the money.",
        f"How do I sell a quantity? Quantity byte {number.address}, unit price byte {price.address}, purse word {money.address}. Enough: purse -= quantity * price, delivered byte {bought.address} = quantity. Too little: delivered = 0.",
        f"c = byte[{number.address}] * byte[{price.address}]; word[{money.address}] >= c ? (word[{money.address}] -= c, byte[{bought.address}] = byte[{number.address}]) : byte[{bought.address}] = 0.",
        f'"A dozen eggs, please." How many is in {number.address}, one costs {price.address}, and the customer owns {money.address} (two bytes). Either he gets all of them (tell me in {bought.address}) and pays, or he gets none (0).',
    )


def fill_quiver(draw: Drawer) -> Made:
    pouch, quiver, full = draw.variable(8), draw.variable(8), draw.rng.randrange(10, 100)
    moved = Algorithms(draw).own("moved")
    room = Saturating("subtract", Number(full), Read(quiver), 0)
    program = (
        put(moved, Binary("min", Read(pouch), room)),
        less(pouch, Read(moved)),
        more(quiver, Read(moved)),
    )
    return program, (
        f"Write a routine that tops up the quiver {quiver.address} to {full} from the supply {pouch.address}: move as many as fit and are there. A quiver with {full} or more takes none. Bytes.",
        f"How do I reload from a reserve? Magazine byte {quiver.address}, size {full}; reserve byte {pouch.address}. Transfer min(reserve, {full} - magazine), nothing if the magazine holds {full} or more.",
        f"n = min(byte[{pouch.address}], max({full} - byte[{quiver.address}], 0)); byte[{pouch.address}] -= n; byte[{quiver.address}] += n.",
        f"My crossbow is loaded from a box of bolts. Its rack ({quiver.address}) has room for ${full:02X}, the box ({pouch.address}) empties accordingly; none is lost and none appears. An overfull rack is left alone.",
    )


def set_bonus(draw: Drawer) -> Made:
    worn, armor = draw.variable(8), draw.variable(8)
    bits = draw.one(3, 4, 5)
    mask = (1 << bits) - 1
    mask <<= draw.rng.randrange(9 - bits)
    bonus = draw.rng.randrange(5, 60)
    most = draw.one(99, 200, 255)
    return (If(Bits(Read(worn), mask, "all"), (more_up_to(armor, most, bonus),)),), (
        f"Write a routine that grants a set bonus: only if all bits of ${mask:02X} are set in the equipment byte {worn.address}, the defence {armor.address} goes up by {bonus}, to {most} at most.",
        f"How do I reward a complete set of armour? Worn pieces: bits of {worn.address}; the set is mask ${mask:02X}. Complete: byte {armor.address} + {bonus}, ceiling {most}. One piece missing: no bonus.",
        f"if (byte[{worn.address}] & ${mask:02X}) == ${mask:02X}: byte[{armor.address}] = min(byte[{armor.address}] + {bonus}, {most}).",
        f"The {bits} relics of the hero belong together (${mask:02X}, one bit each, in {worn.address}). Wear every one of them and your protection at {armor.address} improves by {bonus}; more than ${most:02X} cannot be shown, so stop there.",
    )


def restock(draw: Drawer) -> Made:
    stock = draw.one(draw.slots, draw.records)(8)[0]
    full = draw.rng.randrange(3, 20)
    low = check(Here(stock), "<", full)
    return (Each((stock,), (If(low, (more(Here(stock)),)),)),), (
        f"Write a routine that restocks a shop overnight: each of the {where(stock)} that is below {full} goes up by 1; the others stay.",
        f"How do I refill shelves slowly? Stock: {where(stock)}. Every ware under {full} + 1; wares with {full} or more unchanged.",
        f"for each s of {where(stock)}: if s < {full}: s += 1.",
        f"While Link sleeps, the merchant's {stock.length} shelves ({where(stock)}) get one new piece each, but only those that show fewer than {full}.",
    )


def members_discount(draw: Drawer) -> Made:
    card, price, final = draw.variable(8), draw.variable(16), draw.variable(16)
    mask, shift = 1 << draw.rng.randrange(8), draw.one(2, 3, 4)
    reduced = Binary("subtract", Read(price), Shifted(Read(price), "right", shift))
    return (put(final, Chosen(Bits(Read(card), mask, "any"), reduced, Read(price))),), (
        f"Write a routine that works out what a customer pays: with ${mask:02X} set in {card.address} (member) the price {price.address} minus 1/{1 << shift} of it (that part rounded down), without it the full price; words, result at {final.address}.",
        f"How do I give members a discount of 1/{1 << shift}? Member bit: ${mask:02X} in byte {card.address}. List price: word {price.address}, not changed. To pay: word {final.address} = price - (price >> {shift}) for members, price for others.",
        f"word[{final.address}] = p - (byte[{card.address}] & ${mask:02X} ? p >> {shift} : 0), p = word[{price.address}].",
        f"Show the shopkeeper your medal (mask ${mask:02X} of {card.address}) and he drops every {1 << shift}th rupee, full {1 << shift}s only. What he asks for a thing marked {price.address} belongs in {final.address}; both 16 bits.",
    )


def merge_bags(draw: Drawer) -> Made:
    mine, other = draw.slots(8, 8)
    most = draw.one(9, 50, 99, 255)
    program = (Each((mine, other), (more_up_to(Here(mine), most, Read(Here(other))), put(Here(other), 0))),)
    return program, (
        f"Write a routine that empties one bag into another: each count of the second ({where(other)}) is added to the same one of the first ({where(mine)}), to {most} at most, and then cleared.",
        f"How do I merge two inventories kind by kind? Target: {where(mine)}. Source: {where(other)}. target[i] = min(target[i] + source[i], {most}), source[i] = 0, no wrap.",
        f"a[i] = min(a[i] + b[i], {most}), b[i] = 0 for i = 0..{mine.length - 1}; a: {where(mine)}; b: {where(other)}.",
        f"A fallen friend leaves his belongings, {where(other)}, to the hero, {where(mine)}. There are {mine.length} sorts of things. Nobody can carry more than {most} of a sort: the surplus is lost, for the friend's bag is empty afterwards.",
    )


def drink_bottle(draw: Drawer) -> Made:
    bottles = draw.array(8, draw.one(3, 4, 5))
    chosen, health = draw.variable(8, below=bottles.length), draw.variable(8)
    potion, heal, empty = draw.rng.randrange(3, 9), draw.rng.randrange(10, 90), draw.one(1, 2)
    most = draw.one(160, 200, 255)
    bottle = Item(bottles, Read(chosen))
    program = (
        If(check(bottle, "!=", potion), (Stop(),)),
        put(bottle, empty),
        more_up_to(health, most, heal),
    )
    return program, (
        f"Write a routine that drinks from the chosen bottle: {chosen.address} (0 to {bottles.length - 1}) picks one of the {where(bottles)}. If it holds a potion (${potion:02X}), it becomes ${empty:02X} (empty) and the health {health.address} rises by {heal}, to {most} at most. Any other content is left.",
        f"How do I use a bottled potion? Bottles: {where(bottles)}. Index byte {chosen.address} < {bottles.length}. Content ${potion:02X}: content = ${empty:02X}, HP byte {health.address} + {heal} with ceiling {most}. Otherwise no effect.",
        f"b = byte[{bottles.address} + byte[{chosen.address}]]; if b == ${potion:02X}: b = ${empty:02X}, byte[{health.address}] = min(byte[{health.address}] + {heal}, {most}). Index < {bottles.length}.",
        f"Gulp. The red stuff is number {potion}; nothing else may be drunk. Look into bottle {chosen.address} (always one of the {bottles.length}, from 0, at {bottles.address}); having drunk, it is an empty bottle, number {empty}, and {health.address} has {heal} more, {most} being the limit.",
    )


def pack_count_and_kind(draw: Drawer) -> Made:
    slot, amount = draw.variable(8), draw.variable(8)
    bits = draw.one(3, 4, 5)
    top = (1 << bits) - 1
    full = Compared("==", Field(Read(slot), 0, bits), Number(top))
    program = (
        If(full, (put(amount, top), Stop())),
        more(slot),
        put(amount, Field(Read(slot), 0, bits)),
    )
    return program, (
        f"Write a routine that adds one to a packed inventory slot: the lower {bits} bits of {slot.address} are the amount, the upper {8 - bits} the kind. Raise the amount by 1 unless it is {top} already, keep the kind, and store the new amount at {amount.address}.",
        f"How do I count up inside a bit field? Byte {slot.address}: bits 0-{bits - 1} count (maximum {top}), the rest item type. count + 1, but a count of {top} stays; then write the count alone to {amount.address}.",
        f"n = byte[{slot.address}] & ${top:02X}; if n < {top}: ++byte[{slot.address}], ++n; byte[{amount.address}] = n.",
        f"To save memory my pockets hold kind and number in one byte ({slot.address}): number below, {bits} bits of it, kind above. Another piece of the same kind comes in; {top} is as many as the bits can tell. Show the number in {amount.address}.",
    )


def pay_with_two_purses(draw: Drawer) -> Made:
    coins, bank, price = draw.variable(16), draw.variable(16), draw.rng.randrange(50, 3000)
    rest = Algorithms(draw).own("rest", 16)
    program = (
        put(rest, Saturating("subtract", Number(price, 16), Read(coins), 0)),
        less_down_to(coins, 0, price),
        less_down_to(bank, 0, Read(rest)),
    )
    return program, (
        f"Write a routine that collects a tax of {price}: first from the coins in the word {coins.address}, and what they do not cover from the bank in the word {bank.address}. Both stop at 0; what neither has is forgiven.",
        f"How do I charge {price} from two accounts in order? Cash: word {coins.address}. Savings: word {bank.address}. Use up cash first, then savings, neither below 0; a remaining debt is dropped.",
        f"r = max({price} - word[{coins.address}], 0); word[{coins.address}] = max(word[{coins.address}] - {price}, 0); word[{bank.address}] = max(word[{bank.address}] - r, 0).",
        f"The ferryman takes {price}. My purse ({coins.address}) goes first; if it is too thin, the missing part comes out of the strongbox ({bank.address}), as far as that reaches. 16 bits both.",
    )


def total_value(draw: Drawer) -> Made:
    kinds = draw.array(8, draw.one(4, 6, 8, 10))
    value, each = draw.variable(16), draw.rng.randrange(2, 30)
    mask = draw.one(0x80, 0x40, 0x01)
    term = Scaled(Widened(Read(Here(kinds))), each)
    program = (Set(value, Fold("sum", kinds, term, Bits(Read(Here(kinds)), mask, "none"))),)
    return program, (
        f"Write a routine that values a collection: every one of the {where(kinds)} that does not have ${mask:02X} set is worth {each} times its number; the 16-bit sum goes to {value.address}.",
        f"How do I total the worth of my gems? Sizes: {where(kinds)}; a size with ${mask:02X} set is cursed and counts nothing. Sum of size * {each} over the others, modulo 65536, as a word to {value.address}.",
        f"word[{value.address}] = sum of {each} * g[i] where !(g[i] & ${mask:02X}); g: {where(kinds)}.",
        f"The jeweller pays {each} a carat and leaves stones marked ${mask:02X} alone. I have {kinds.length} of them, {where(kinds)}, each byte the carats (mark included). His offer: {value.address}, two bytes.",
    )


def quick_swap(draw: Drawer) -> Made:
    button, now, before, count = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    mask = 1 << draw.rng.randrange(8)
    swapped = (Swap(now, before), more(count))
    program = (If(Both(Bits(Read(button), mask, "any"), check(before, "!=", 0)), swapped),)
    return program, (
        f"Write a routine for a quick-swap key: if ${mask:02X} of {button.address} is pressed and there is a previous item ({before.address} not 0), it changes places with the current one {now.address}, and the swap counter {count.address} goes up by 1.",
        f"How do I toggle between the last two items? Current: byte {now.address}. Previous: byte {before.address}, 0 = none yet. On ${mask:02X} in the button byte {button.address} exchange them and add 1 to {count.address} (wraps); with no previous item, ignore the button.",
        f"if byte[{button.address}] & ${mask:02X} && byte[{before.address}]: swap(byte[{now.address}], byte[{before.address}]); ++byte[{count.address}].",
        f"One tap (bit mask ${mask:02X} at {button.address}) and Link has his former tool in hand again: {now.address} and {before.address} are exchanged, unless the former is 0, which is no tool. {count.address} counts the exchanges for my statistics.",
    )


RECIPES = (
    put_into_bag,
    stack_items,
    throw_away,
    equip_from_bag,
    better_tier,
    trading_chain,
    brew_potion,
    bag_size,
    burden,
    close_gaps,
    next_in_queue,
    has_several,
    wear_out,
    repair_price,
    buy_many,
    fill_quiver,
    set_bonus,
    restock,
    members_discount,
    merge_bags,
    drink_bottle,
    pack_count_and_kind,
    pay_with_two_purses,
    total_value,
    quick_swap,
)
