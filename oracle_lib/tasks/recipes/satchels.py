"""Bags, shops and gifts: stacks, sockets, merging, selling, rotting, identifying."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Field,
    Fill,
    Half,
    Here,
    If,
    Index,
    Position,
    Read,
    Repeat,
    Shifted,
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
    joined,
    less,
    less_down_to,
    listed,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def stash_stack(draw: Drawer) -> Made:
    bag, chest = draw.slots(8, 8)
    slot = draw.variable(8, below=bag.length)
    most = draw.one(99, 64, 50, 20)
    own = Algorithms(draw).own
    total = own("total", 16)
    program = (
        put(total, plus(Widened(Read(at(bag, slot))), Widened(Read(at(chest, slot))))),
        If(
            check(total, ">", most),
            (put(at(chest, slot), most), put(at(bag, slot), Half(minus(total, most), False))),
            (put(at(chest, slot), Half(Read(total), False)), put(at(bag, slot), 0)),
        ),
    )
    return program, (
        f"Move all of item {slot.address} (below {bag.length}) from the bag (amounts from {bag.address}, bytes) into the chest (amounts from {chest.address}), which holds {most} of it; what is too much is (or comes back) in the bag, the low byte of it.",
        f"t = bag[i] + chest[i]; chest[i] = min(t, {most}); bag[i] = max(t - {most}, 0) & $FF. i {slot.address} < {bag.length}, bag {bag.address}, chest {chest.address}.",
        f"How do I deposit a stack? Amount carried: byte {bag.address} + item; amount stored: {chest.address} + item; item number in {slot.address}, valid. Both together go to the store as far as its limit of {most} allows, the rest stays with the hero (modulo 256). A store that held more is brought down to {most} in the same way.",
        f"stash: total = {bag.address}[i] + {chest.address}[i] (9 bit), chest capped {most}, remainder (8 bit) in bag; i = [{slot.address}] < {bag.length}.",
    )


def price_in_two_currencies(draw: Drawer) -> Made:
    gold, gems, item, bought = draw.variable(16), draw.variable(8), draw.variable(8, below=4), draw.variable(8)
    golds = Table("GoldPriceTable", "price", tuple(draw.rng.randrange(50, 3000) for _ in range(4)), 16)
    stones = Table("GemPriceTable", "price", tuple(draw.rng.randrange(1, 20) for _ in range(4)))
    program = (
        put(bought, 0),
        when(
            Both(check(gold, ">=", at(golds, item)), check(gems, ">=", at(stones, item))),
            less(gold, at(golds, item)),
            less(gems, at(stones, item)),
            put(bought, 1),
        ),
    )
    a, b = ", ".join(map(str, golds.values)), ", ".join(map(str, stones.values))
    return program, (
        f"Item {item.address} (0 to 3) costs {a} gold (word {gold.address}) and {b} gems (byte {gems.address}). Take both prices only if there is enough of both; {bought.address} = 1 then, else 0.",
        f"ok = g >= ({a})[i] and m >= ({b})[i]; if ok: pay both. g word {gold.address}, m {gems.address}, i {item.address} < 4, ok {bought.address}.",
        f"How do I sell things for two kinds of money at once? Wallet: 16-bit gold at {gold.address}, gems in {gems.address}. Price list for wares 0 to 3: {golds.values[0]} gold + {stones.values[0]} gems, {golds.values[1]} + {stones.values[1]}, {golds.values[2]} + {stones.values[2]}, {golds.values[3]} + {stones.values[3]}. Ware wanted: {item.address}, always valid. All or nothing, answer 1/0 in {bought.address}.",
        f"buy item [{item.address}] (0-3) for {a} gold (word {gold.address}) and {b} gems ({gems.address}), both or nothing -> {bought.address}.",
    )


def sell_all_junk(draw: Drawer) -> Made:
    bag = draw.array(8)
    gold, sold = draw.variable(16), draw.variable(8)
    mark, price = draw.one(0x80, 0x40), draw.rng.randrange(2, 30)

    program = (
        put(sold, 0),
        Each(
            (bag,),
            (
                when(
                    Bits(Read(Here(bag)), mark, "any"),
                    put(Here(bag), 0),
                    more(sold),
                    more(gold, price),
                ),
            ),
        ),
    )

    return program, (
        f"Sell all junk: every one of the {where(bag)} with bit ${mark:02X} set becomes 0 and brings {price} gold (word {gold.address}, wraps). Number sold to {sold.address}.",
        f"n = 0; for i < {bag.length}: if b[i] & ${mark:02X}: b[i] = 0, ++n, gold += {price}. b {bag.address}, n {sold.address}, gold word {gold.address}.",
        f"How do I add a 'sell junk' button? Things in the bag are {bag.length} bytes at {bag.address}; the player has marked rubbish with ${mark:02X}. Each piece of it pays {price} rupees into the 16-bit purse {gold.address} and leaves an empty place (0). Show in {sold.address} how many went.",
        f"vendor trash: entries of {bag.address}[{bag.length}] & ${mark:02X} -> 0; +{price} to word {gold.address} each; count -> {sold.address}.",
    )


def tools_merged(draw: Drawer) -> Made:
    kinds, wear = draw.slots(8, 8)
    first, second, done = draw.variable(8, below=kinds.length), draw.variable(8, below=kinds.length), draw.variable(8)
    bonus, most = draw.rng.randrange(3, 20), draw.one(100, 128, 200, 250)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(done, 0),
        when(
            Both(check(first, "!=", second), check(at(kinds, first), "==", at(kinds, second))),
            put(total, plus(Widened(Read(at(wear, first))), Widened(Read(at(wear, second))))),
            put(total, plus(total, bonus)),
            when(check(total, ">", most), put(total, most)),
            put(at(wear, first), Half(Read(total), False)),
            put(at(kinds, second), 0),
            put(done, 1),
        ),
    )
    return program, (
        f"Merge two worn tools of one kind: slots {first.address} and {second.address} (below {kinds.length}; kinds from {kinds.address}, durability from {wear.address}). If the slots differ and the kinds are equal, the first gets both durabilities plus {bonus}, at most {most}, the second's kind becomes 0 and {done.address} 1; otherwise only {done.address} = 0.",
        f"ok = a != b and k[a] == k[b]; if ok: w[a] = min(w[a] + w[b] + {bonus}, {most}), k[b] = 0. a {first.address}, b {second.address} < {kinds.length}, k {kinds.address}, w {wear.address}, ok {done.address}.",
        f"How do I repair a pickaxe with another one, like in Minecraft? Inventory of {kinds.length}: type byte {kinds.address} + i, uses left {wear.address} + i. The grid holds numbers {first.address} and {second.address}, both valid. Same type but not the same slot: uses are summed with {bonus} on top (no more than {most}) in the first; the second slot's type is cleared, its uses byte left. {done.address} is 1 for success and 0 otherwise. Two empty slots (0) count as one type too.",
        f"combine tools in slots [{first.address}] and [{second.address}] if same type {kinds.address} and different slots: durability {wear.address} sum + {bonus}, max {most}, goes to the first; second's type 0; success {done.address}.",
    )


def gem_into_socket(draw: Drawer) -> Made:
    sockets = draw.array(8, 3)
    gem, power, place = draw.variable(8), draw.variable(8), draw.variable(8)
    bonus = Table("GemTable", "bonus", tuple(draw.rng.randrange(1, 25) for _ in range(8)))
    program = (
        put(place, Position(sockets, check(Here(sockets), "==", 0), 0xFF)),
        when(
            Both(check(place, "!=", 0xFF), check(gem, "!=", 0)),
            put(at(sockets, place), gem),
            more_up_to(power, 255, at(bonus, masked(gem, 7))),
            put(gem, 0),
        ),
    )
    return program, (
        f"Put the gem {gem.address} (0: none in hand) into the first empty one (0) of a sword's three sockets at {sockets.address}. The sword's power {power.address} rises by entry (gem & 7) of {listed(bonus)}, up to 255, and the hand is empty. {place.address} = the first empty socket's number before that, $FF if all are full.",
        f"p = first s[p] == 0 or $FF; if p != $FF and g: s[p] = g, pow = min(pow + ({listed(bonus)})[g & 7], 255), g = 0. s 3 bytes {sockets.address}, g {gem.address}, pow {power.address}, p {place.address}.",
        f"How do I socket runes? The weapon has 3 bytes of sockets from {sockets.address}, 0 when free. In {place.address} I want the index of the first free one or $FF. If there is one and {gem.address} holds a rune (nonzero), the rune moves there (hand = 0) and adds to {power.address} what its low three bits say: {', '.join(map(str, bonus.values))} for 0 to 7; no overflow past 255.",
        f"socket gem [{gem.address}] into first free of {sockets.address}[3] (index -> {place.address}, $FF full): power {power.address} += {listed(bonus)}[gem & 7] capped at 255, hand 0. no gem (0) = nothing but the index.",
    )


def coins_changed_up(draw: Drawer) -> Made:
    copper, silver, gold = draw.variable(8), draw.variable(8), draw.variable(8)
    base = draw.one(10, 12, 20, 100)
    program = (
        While(check(copper, ">=", base), (less(copper, base), more_up_to(silver, 255))),
        While(check(silver, ">=", base), (less(silver, base), more_up_to(gold, 255))),
    )
    return program, (
        f"Change coins up: {base} copper ({copper.address}) make one silver ({silver.address}), then {base} silver one gold ({gold.address}), until fewer than {base} of each lower coin are left. Silver and gold don't go past 255 (surplus is lost).",
        f"while cu >= {base}: cu -= {base}, ag = min(ag + 1, 255); while ag >= {base}: ag -= {base}, au = min(au + 1, 255). cu {copper.address}, ag {silver.address}, au {gold.address}.",
        f"How do I normalise a purse? Bytes: copper {copper.address}, silver {silver.address}, gold {gold.address}. {base} of one kind are worth one of the next. Begin with the copper; counts of silver and gold saturate at 255.",
        f"carry money base {base}: {copper.address} -> {silver.address} -> {gold.address}, bytes, upper ones capped at 255 per added coin.",
        f"My shopkeeper sorts the player's change: {base} coppers ({copper.address}) become a silver ({silver.address}), {base} silvers a gold ({gold.address}). Each counter is a byte, and a gain over 255 is simply not credited.",
    )


def need_before_greed(draw: Drawer) -> Made:
    wishes, rolls = draw.array(8, 4), draw.array(8, 4)
    winner = draw.variable(8)
    own = Algorithms(draw).own
    best, score = own("best", 16), own("score", 16)
    program = (
        put(winner, 0xFF),
        put(best, 0),
        Each(
            (wishes, rolls),
            (
                put(score, plus(Widened(Read(Here(rolls))), 1)),
                when(check(Here(wishes), "==", 2), put(score, plus(score, 0x100))),
                when(check(Here(wishes), "==", 0), put(score, 0)),
                when(check(score, ">", best), put(best, score), put(winner, Index())),
            ),
        ),
    )
    return program, (
        f"Who gets the loot? Four players say 2 (need), 0 (pass) or anything else (greed) in the bytes from {wishes.address} and rolled the bytes from {rolls.address}. Need goes before greed, within that the higher roll wins, the first of equals; {winner.address} = number or $FF if all pass.",
        f"winner = first argmax of (w == 2, roll) among w != 0, else $FF. w 4 bytes {wishes.address}, roll 4 bytes {rolls.address} unsigned, winner {winner.address}.",
        f"How do I do a need/greed roll for a party of four? Choice bytes {wishes.address} + i: 0 passes, 2 needs, others are greedy. Dice bytes {rolls.address} + i. Any needing player beats every greedy one; among the same sort the highest die counts and on a tie the lower i. Store i in {winner.address}; nobody interested: $FF.",
        f"loot roll, 4 players: need (2) beats greed (other nonzero), 0 passes; higher byte of {rolls.address} wins, first on ties; wishes {wishes.address}; winner {winner.address} or $FF.",
    )


def bag_by_category(draw: Drawer) -> Made:
    bag, counts = draw.array(8), draw.array(8, 4)
    category = Algorithms(draw).own("category")
    shift = draw.one(6, 4, 2, 0)
    program = (
        Fill(counts, value(0)),
        Each(
            (bag,),
            (
                when(
                    check(Here(bag), "!=", 0),
                    put(category, Field(Read(Here(bag)), shift, 2)),
                    more(at(counts, category)),
                ),
            ),
        ),
    )
    bits = f"bits {shift} and {shift + 1}"
    return program, (
        f"Count a bag by category for the menu's four tabs: {bits} of each nonzero byte of the {where(bag)} are its category. The counts (from 0) go to the 4 bytes at {counts.address}.",
        f"c[0..3] = 0; for x in the {where(bag)}: if x: ++c[x >> {shift} & 3]. c bytes {counts.address}.",
        f"How do I show numbers on inventory tabs? {bag.length} item bytes at {bag.address}, 0 is an empty place and belongs to no tab. An item's tab is the two-bit number in {bits}. Rebuild the four totals at {counts.address}.",
        f"tab totals {counts.address}[4] from items {bag.address}[{bag.length}]; tab = (item >> {shift}) & 3; skip zeros.",
    )


def quick_slots_follow(draw: Drawer) -> Made:
    quick = draw.array(8, draw.one(3, 4, 6))
    amounts = draw.array(8, 16)
    cleared = draw.variable(8)
    item = Algorithms(draw).own("item")
    program = (
        put(cleared, 0),
        Each(
            (quick,),
            (
                put(item, Here(quick)),
                when(
                    check(item, "<", 16),
                    when(check(at(amounts, masked(item, 15)), "==", 0), put(Here(quick), 0xFF), more(cleared)),
                ),
            ),
        ),
    )
    return program, (
        f"Quick slots, the {where(quick)}, hold item numbers 0 to 15 (others: unused). Set those whose item has run out (amount 0 in the 16 bytes at {amounts.address}) to $FF and count them at {cleared.address}.",
        f"for q in quick: if q < 16 and amt[q] == 0: q = $FF, ++n. quick {where(quick)}, amt {amounts.address}, n {cleared.address} from 0.",
        f"How do I remove used-up items from the hotbar? Hotbar: {quick.length} bytes {quick.address}; amounts of items 0-15: {amounts.address} + item. A hotbar entry below 16 whose amount is zero becomes $FF. Entries of 16 and more are left alone. {cleared.address}: how many became $FF.",
        f"hotbar {quick.address}[{quick.length}]: id < 16 with {amounts.address}[id] == 0 -> $FF; count {cleared.address}.",
    )


def food_rots(draw: Drawer) -> Made:
    items, ages = draw.slots(8, 8)
    fresh, rotten = draw.rng.sample(range(1, 0x60), 2)
    days, count = draw.rng.randrange(3, 30), draw.variable(8)
    program = (
        put(count, 0),
        Each(
            (items, ages),
            (
                when(
                    check(Here(items), "==", fresh),
                    more(Here(ages)),
                    when(check(Here(ages), ">=", days), put(Here(items), rotten), put(Here(ages), 0), more(count)),
                ),
            ),
        ),
    )
    return program, (
        f"A day passes for the food: each of {items.length} bag slots (kinds {items.address}, ages {ages.address}, bytes) of kind ${fresh:02X} gets one day older; at {days} or more it turns into kind ${rotten:02X} with age 0. How many went bad today goes to {count.address}.",
        f"for i < {items.length}: if k[i] == ${fresh:02X}: if ++a[i] >= {days}: k[i] = ${rotten:02X}, a[i] = 0, ++n. k {items.address}, a {ages.address}, n {count.address} (from 0). ages wrap at 256 before the test.",
        f"How do I let fish spoil? Inventory: {items.length} type bytes at {items.address} and as many age bytes at {ages.address}. Fish is ${fresh:02X}. Once a day its age (8 bits) rises, and when it reaches {days} it's rotten: type ${rotten:02X}, age reset. Other types don't age. Report the newly rotten in {count.address}.",
        f"age every ${fresh:02X} in the bag by a day ({items.address} kinds, {ages.address} ages, {items.length} slots); {days}+ days -> ${rotten:02X}, age 0; rotted today -> {count.address}.",
    )


def death_halves_stacks(draw: Drawer) -> Made:
    bag, grave = draw.slots(8, 8)
    lost = draw.variable(16)
    own = Algorithms(draw).own
    half = own("half")
    up = draw.maybe(0.5)
    start = (
        plus(Shifted(Read(Here(bag)), "right", 1), masked(Here(bag), 1)) if up else Shifted(Read(Here(bag)), "right", 1)
    )
    program = (
        put(lost, 0),
        Each(
            (bag, grave),
            (
                put(half, start),
                less(Here(bag), half),
                put(Here(grave), half),
                more(lost, Widened(Read(half))),
            ),
        ),
    )
    manner = "rounded up" if up else "rounded down"
    return program, (
        f"On death half ({manner}) of each of the {bag.length} stacks at {bag.address} (bytes) is left in the grave, the bytes at {grave.address} (overwritten). The total lost goes to the word {lost.address}.",
        f"for i < {bag.length}: h = {'(b[i] + 1) / 2' if up else 'b[i] / 2'}, b[i] -= h, g[i] = h; word[{lost.address}] = sum of h. b {bag.address}, g {grave.address}; 9-bit sums.",
        f"How do I implement a gravestone that keeps half of everything? Amounts carried: {where(bag)}. The grave has a byte for each at {grave.address}, whatever was there is gone. Put {'the larger' if up else 'the smaller'} half of each amount there and take it off the bag; {lost.address} (16 bits) is the sum of what he lost.",
        f"death penalty: move 1/2 ({manner}) of every stack {bag.address} -> {grave.address} ({bag.length} bytes), sum -> word {lost.address}.",
    )


def identify_by_scroll(draw: Drawer) -> Made:
    bag = draw.array(8)
    scrolls, known = draw.variable(8), draw.variable(8)
    mark = draw.one(0x80, 0x40)
    place = Algorithms(draw).own("place")
    program = (
        put(known, 0),
        when(check(scrolls, "==", 0), Stop()),
        put(place, Position(bag, Bits(Read(Here(bag)), mark, "any"), 0xFF)),
        when(
            check(place, "!=", 0xFF),
            put(at(bag, place), masked(at(bag, place), 0xFF - mark)),
            put(known, at(bag, place)),
            less(scrolls),
        ),
    )
    return program, (
        f"Read a scroll of identification: if {scrolls.address} isn't 0, the first of the {where(bag)} with the unknown bit ${mark:02X} loses that bit, its number without it goes to {known.address} and one scroll is used up. Without a scroll or an unknown item {known.address} = 0 and nothing else happens.",
        f"r = 0; if n: i = first b[i] & ${mark:02X}; if found: b[i] &= ${0xFF - mark:02X}, r = b[i], --n. n {scrolls.address}, b {where(bag)}, r {known.address}.",
        f"How do I identify items? ${mark:02X} in an inventory byte ({bag.length} from {bag.address}) means the player doesn't know it yet. With a scroll ({scrolls.address} counts them) the foremost unknown one becomes known: bit off, scroll gone, item byte (bit off) to {known.address} for the message. Otherwise zero for the message and keep the scroll.",
        f"scroll of identify: first bag byte ({where(bag)}) with ${mark:02X} loses it, result id -> {known.address}, scrolls {scrolls.address}-1; no scroll or nothing unknown -> {known.address}=0.",
    )


def encyclopedia_noted(draw: Drawer) -> Made:
    book = draw.array(8, draw.one(4, 8, 16))
    total = book.length * 8
    monster, fresh = draw.variable(8, below=total), draw.variable(8)
    bits = Table("BitTable", "bit", (1, 2, 4, 8, 16, 32, 64, 128))
    own = Algorithms(draw).own
    page, bit = own("page"), own("bit")
    program = (
        put(page, Shifted(Read(monster), "right", 3)),
        put(bit, at(bits, masked(monster, 7))),
        put(fresh, 0),
        when(
            check(masked(at(book, page), bit), "==", 0),
            put(at(book, page), joined(at(book, page), bit)),
            put(fresh, 1),
        ),
    )
    return program, (
        f"Enter monster {monster.address} (below {total}) into the bestiary, {total} bits in the bytes from {book.address} (monster 0 is bit 0 of the first byte, 8 bit 0 of the second, ...). {fresh.address} = 1 if it is new, else 0.",
        f"b = book[m >> 3], k = 1 << (m & 7); new = !(b & k); b |= k. m {monster.address} < {total}, book {book.address}, new {fresh.address} (1/0).",
        f"How do I remember which monsters have been seen and show 'NEW!' the first time? A bit per kind, {book.length} bytes at {book.address}, lowest bit first. Kind: {monster.address}, always valid. Set its bit and write 1 to {fresh.address} if it wasn't set, else 0.",
        f"seen-set insert [{monster.address}] into bitmap {book.address} ({book.length} bytes, LSB first); was clear -> {fresh.address}=1, else 0.",
    )


def gift_is_liked(draw: Drawer) -> Made:
    person, sort, love, given = draw.variable(8, below=4), draw.variable(8, below=4), draw.variable(8), draw.variable(8)
    rng = draw.rng
    tastes = Table("TasteTable", "points", tuple(rng.choice((1, 3, 5, 10, 15, 0xFE, 0xFB, 0)) for _ in range(16)))
    own = Algorithms(draw).own
    points = own("points")
    program = (
        when(Bits(Read(given), 0x01, "any"), Stop()),
        put(given, joined(given, 1)),
        put(points, at(tastes, joined(Shifted(Read(person), "left", 2), sort))),
        If(
            check(points, ">=", 0x80),
            (less_down_to(love, 0, Unary("negate", Read(points))),),
            (more_up_to(love, 255, points),),
        ),
    )
    rows = "; ".join(
        f"{n}: " + ", ".join(str(one - 256 if one > 127 else one) for one in tastes.values[4 * n : 4 * n + 4])
        for n in range(4)
    )
    return program, (
        f"Give a present of sort {sort.address} (0-3) to villager {person.address} (0-3), once a day: if bit 0 of {given.address} is set nothing happens; else set it and change the affection {love.address} by the points of that villager for the sorts 0 to 3 ({rows}), staying within 0 to 255.",
        f"if !(day & 1): day |= 1, love = clamp(love + t[4 * v + s], 0, 255). t by v: {rows}. v {person.address}, s {sort.address} (both < 4), love {love.address}, day {given.address}.",
        f"How do I do gifts like in Harvest Moon? Villager {person.address} and kind of gift {sort.address} are below 4. What each villager thinks of kinds 0, 1, 2, 3: {rows}. Add it to the heart points {love.address}, a byte that neither falls below 0 nor rises over 255. Bit 0 of {given.address} says 'already had a gift today': then refuse, otherwise set it.",
        f"daily gift: love {love.address} += taste[{person.address}*4+{sort.address}], clamped 0-255, once per day (bit 0 of {given.address}). tastes by villager: {rows}.",
    )


def master_key_instead(draw: Drawer) -> Made:
    keys, items, locked, opened = draw.variable(8, below=10), draw.variable(8), draw.variable(8), draw.variable(8)
    bit, master = 1 << draw.rng.randrange(8), 1 << draw.rng.randrange(8)
    program = (
        put(opened, 0),
        when(Bits(Read(locked), bit, "none"), Stop()),
        If(
            check(keys, "!=", 0),
            (less(keys),),
            (when(Bits(Read(items), master, "none"), Stop()),),
        ),
        put(locked, masked(locked, 0xFF - bit)),
        put(opened, 1),
    )
    return program, (
        f"Open a lock (bit ${bit:02X} of {locked.address}): if it is set, use up a small key ({keys.address}, 0 to 9); with none left, the master key (bit ${master:02X} of {items.address}) does it and stays. Opened: the bit is cleared and {opened.address} = 1. Not locked, or no key at all: {opened.address} = 0.",
        f"o = 0; if L & ${bit:02X} and (n or M & ${master:02X}): n = max(n - 1, 0), L &= ~${bit:02X}, o = 1. L {locked.address}, n {keys.address} < 10, M {items.address}, o {opened.address}.",
        f"How do I let a master key replace missing small keys? Lock flags {locked.address}, this lock is ${bit:02X} (set = locked). Small keys {keys.address} (at most 9) are spent first, one per lock. At zero, ${master:02X} in {items.address} opens too without being spent. {opened.address} says whether the lock has just been opened (1) or not (0: there was none or no key fits).",
        f"lock ${bit:02X} in {locked.address}: spend a small key {keys.address} (0-9), or with none the master key (${master:02X} of {items.address}) unlocks free; opened -> {opened.address}=1 else 0.",
    )


def price_falls_with_each_sale(draw: Drawer) -> Made:
    price, gold, count = draw.variable(16), draw.variable(16), draw.variable(8, below=10)
    shift, least = draw.one(2, 3, 4), draw.rng.randrange(2, 20)
    program = (
        Repeat(
            Read(count),
            (
                put(
                    gold,
                    either(check(minus(value(0xFFFF, 16), gold), "<", price), value(0xFFFF, 16), plus(gold, price)),
                ),
                less(price, Shifted(Read(price), "right", shift)),
                when(check(price, "<", least), put(price, least)),
            ),
        ),
    )
    return program, (
        f"Sell {count.address} (0 to 9) pelts one after the other: each pays the current price (word {price.address}) into {gold.address} (word, stops at 65535), and then the price falls by 1/{1 << shift} of itself (rounded down), but not below {least}.",
        f"repeat n: g = min(g + p, 65535), p = max(p - (p >> {shift}), {least}). n {count.address} < 10, g word {gold.address}, p word {price.address}.",
        f"How do I make a merchant pay less for every further piece? Price now: 16 bits at {price.address}, at least {least} after each sale. He buys {count.address} pieces, at most 9. Per piece the purse {gold.address} (16-bit, saturating at $FFFF) gets the price, which then loses a {1 << shift}th, fractions dropped. The lowered price stays for next time.",
        f"sell [{count.address}] pieces (0-9): per piece purse word {gold.address} += price word {price.address} (cap 65535), price -= price/{1 << shift}, floor {least}.",
    )


RECIPES = (
    stash_stack,
    price_in_two_currencies,
    sell_all_junk,
    tools_merged,
    gem_into_socket,
    coins_changed_up,
    need_before_greed,
    bag_by_category,
    quick_slots_follow,
    food_rots,
    death_halves_stacks,
    identify_by_scroll,
    encyclopedia_noted,
    gift_is_liked,
    master_key_instead,
    price_falls_with_each_sale,
)
