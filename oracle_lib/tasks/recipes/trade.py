"""Goods and money: stacks, crafting, haggling, change, tolls, debts, auctions, wear, insurance and traders' wits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Compared,
    Each,
    Either,
    Extreme,
    Half,
    Here,
    If,
    Number,
    Product,
    Read,
    Saturating,
    Set,
    Shifted,
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
    less,
    less_down_to,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def split_into_stacks(draw: Drawer) -> Made:
    slots = draw.array(8, draw.one(3, 4, 6, 8))
    amount, most = draw.variable(8), draw.one(9, 10, 20, 50, 99)
    room = Algorithms(draw).own("room")
    program = (
        Each(
            (slots,),
            (
                put(room, Saturating("subtract", Number(most), Read(Here(slots)), 0)),
                put(room, Binary("min", Read(room), Read(amount))),
                more(Here(slots), room),
                less(amount, room),
            ),
        ),
    )
    return program, (
        f"Put {amount.address} arrows into the quivers, the {where(slots)}: fill each up to {most} before going on to the next. One that has {most} or more takes none. What doesn't fit stays in {amount.address}.",
        f"for each s[i]: t = min(max({most} - s[i], 0), n); s[i] += t; n -= t. s {where(slots)}, n {amount.address}.",
        f"How do I spread a pile over stacks of at most {most}? Stacks: {where(slots)}, filled from the first on; pile: byte {amount.address}, in the end what's left over.",
        f"Write a routine that stows {amount.address} pieces away. There are {slots.length} boxes (a byte each, from {slots.address}) that hold {most}. Each in turn gets as many as it can take; fuller ones than that are skipped. The rest remains in {amount.address}.",
    )


def craft_from_recipe(draw: Drawer) -> Made:
    kinds = draw.one(4, 6, 8)
    stock = draw.array(8, kinds)
    first, second, made = draw.rng.sample(range(kinds), 3)
    need, other = draw.rng.randrange(1, 10), draw.rng.randrange(1, 10)
    done, most = draw.variable(8), draw.one(9, 20, 99)
    a, b, c = at(stock, Number(first)), at(stock, Number(second)), at(stock, Number(made))
    program = (
        put(done, 0),
        If(Either(check(a, "<", need), check(b, "<", other)), (Stop(),)),
        If(check(c, ">=", most), (Stop(),)),
        put(a, minus(a, need)),
        put(b, minus(b, other)),
        put(c, plus(c, 1)),
        put(done, 1),
    )
    return program, (
        f"Crafting: the {where(stock)} are what the hero has of each material. Potion (material {made}) = {need} of material {first} + {other} of material {second}. If both suffice and he has fewer than {most} potions, make one and set {done.address} to 1; else {done.address} = 0 and nothing is used. Numbers from 0.",
        f"m[{first}] >= {need} && m[{second}] >= {other} && m[{made}] < {most}: m[{first}] -= {need}, m[{second}] -= {other}, ++m[{made}], ok = 1. Else ok = 0. m {stock.address} ({kinds} bytes), ok {done.address}.",
        f"How do I craft item {made} out of {need}x item {first} and {other}x item {second}? Counts: {where(stock)} (item n = entry n). Limit {most} of the product. {done.address} tells 1 for made, 0 for not possible, in which case the counts stay.",
        f"Write an alchemist's routine. His shelves are {kinds} bytes at {stock.address}. Mixing takes {need} from shelf {first} and {other} from shelf {second} and puts one on shelf {made} (shelf 0 is the first byte). It fails, with 0 in {done.address}, when a shelf has too little or shelf {made} already has {most} or more; it works, with 1, in all other cases.",
    )


def most_you_can_make(draw: Drawer) -> Made:
    stock = draw.array(8, draw.one(3, 4))
    needs = [draw.one(2, 3, 4, 5, 6, 7) for _ in range(2)]
    times = draw.variable(8)
    own = Algorithms(draw).own
    rest, other = own("rest"), own("other rest")
    program = (
        put(rest, at(stock, Number(0))),
        put(other, at(stock, Number(1))),
        put(times, 0),
        While(
            Both(check(rest, ">=", needs[0]), check(other, ">=", needs[1])),
            (less(rest, needs[0]), less(other, needs[1]), more(times)),
        ),
    )
    a, b = stock.address, stock.address + 1
    return program, (
        f"How many cakes can be baked? Each takes {needs[0]} flour ({a}) and {needs[1]} eggs ({b}). The number goes to {times.address}; nothing is used up.",
        f"{times.address} = min({a} / {needs[0]}, {b} / {needs[1]}), whole numbers, bytes.",
        f"How do I get the maximum quantity for a crafting menu? Ingredient counts: byte {a} ({needs[0]} per piece), byte {b} ({needs[1]} per piece). Limiting ingredient decides; result in {times.address}; the stocks themselves must not change.",
        f"Write a routine that says how often a recipe can be cooked with {a} of one ingredient, of which {needs[0]} are needed each time, and {b} of another, needed {needs[1]} at a time. Store the count at {times.address}, 0 if not even once, and leave the ingredients alone.",
    )


def bargain_in_rounds(draw: Drawer) -> Made:
    offer, price, patience, deal = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    step = draw.rng.randrange(2, 12)
    least = draw.rng.randrange(20, 60)
    program = (
        put(deal, 0),
        If(check(offer, ">=", price), (put(deal, 1), Stop())),
        If(check(patience, "==", 0), (put(deal, 2), Stop())),
        less(patience),
        less_down_to(price, least, step),
    )
    return program, (
        f"Haggling: if the offer {offer.address} is at least the price {price.address}, the deal is made ({deal.address} = 1). Otherwise a merchant out of patience ({patience.address} = 0) throws the hero out ({deal.address} = 2), and one with patience loses a point of it and lowers the price by {step}, though not under {least} ({deal.address} = 0).",
        f"offer >= price: deal = 1. patience == 0: deal = 2. Else deal = 0, --patience, price = max(price - {step}, {least}). offer {offer.address}, price {price.address}, patience {patience.address}, deal {deal.address}.",
        f"How do I code bargaining? Bid {offer.address}, asking price {price.address}, patience {patience.address}. Result {deal.address}: 1 accepted (bid >= price), 2 refused for good (no patience left), 0 go on, with patience - 1 and the price {step} lower but {least} at the least (also if it was lower before).",
        f"Write one round at the bazaar. Whoever offers the price or more ({offer.address} against {price.address}) gets the thing: 1 in {deal.address}. An offer too low annoys the seller. If his {patience.address} is used up, answer 2. If not, use one, let him come down by {step} to no less than {least}, and answer 0.",
    )


def haul_sold(draw: Drawer) -> Made:
    counts = draw.array(8, draw.one(4, 5, 6, 8))
    prices = Table("PriceTable", "price", tuple(draw.rng.randrange(2, 120) for _ in range(counts.length)))
    purse, most = draw.variable(16), draw.one(9999, 50000, 65535)
    total = Algorithms(draw).own("total", 16)
    kind = draw.variable(8, below=counts.length)
    program = (
        put(total, Product(Read(at(counts, kind)), Read(at(prices, kind)))),
        put(at(counts, kind), 0),
        put(purse, Saturating("add", Read(purse), Read(total), most)),
    )
    shown = ", ".join(map(str, prices.values))
    return program, (
        f"Sell everything of kind {kind.address} (below {counts.length}): count (the {where(counts)}) times price ({shown}) goes into the purse {purse.address}, a word that holds {most} at most; the count becomes 0.",
        f"purse = min(purse + n[k] * [{shown}][k], {most}); n[k] = 0. k {kind.address} < {counts.length}, n {where(counts)}, purse word {purse.address}.",
        f"How do I do 'sell all'? Item kind {kind.address} (0-{counts.length - 1}), amounts {where(counts)}, unit prices {shown}, 16-bit gold {purse.address} with a cap of {most}. The product is 16 bits. Afterwards the hero has none of that kind.",
        f"Write a routine for the miller who buys all you have of one sort. The sort is {kind.address}, under {counts.length}; how much of it there is says its byte at {counts.address} and following; he pays {shown} a piece for the sorts in order. Add the sum to {purse.address} (two bytes) without exceeding {most} and leave zero pieces.",
    )


def price_by_demand(draw: Drawer) -> Made:
    bought, sold, price, shown_up = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    low = draw.rng.randrange(5, 30)
    high = low + draw.rng.randrange(40, 200)
    program = (
        put(shown_up, 0),
        If(
            check(bought, ">", sold),
            (put(price, Saturating("add", Read(price), minus(bought, sold), high)), put(shown_up, 1)),
            (put(price, Saturating("subtract", Read(price), minus(sold, bought), low)),),
        ),
        put(bought, 0),
        put(sold, 0),
    )
    return program, (
        f"Supply and demand: today {bought.address} pieces were bought and {sold.address} sold. The price {price.address} rises by the difference if more were bought ({high} at most) and falls by it otherwise ({low} at least). {shown_up.address} = 1 if more were bought, else 0; both counts start again at 0.",
        f"d = b - s; d > 0: p = min(p + d, {high}), up = 1; else p = max(p + d, {low}), up = 0; b = s = 0. b {bought.address}, s {sold.address}, p {price.address}, up {shown_up.address}; unsigned bytes, no wrap.",
        f"How do I move a market price once a day? Purchases {bought.address}, sales {sold.address} (cleared), price byte {price.address} kept between {low} and {high}: plus purchases minus sales, limited at the top when there were more purchases, at the bottom when there weren't. Arrow flag {shown_up.address}: 1 up, 0 not.",
        f"Write the closing bell of a market. As many points as buyers ({bought.address}) outnumber sellers ({sold.address}) are put on {price.address}, never past {high}; if they don't outnumber them, the points by which the sellers do are taken off, never past {low}. Note the former case in {shown_up.address} (1, else 0) and zero the two counters.",
    )


def change_in_coins(draw: Drawer) -> Made:
    paid, price = draw.variable(8), draw.variable(8)
    big, small, enough = draw.variable(8), draw.variable(8), draw.variable(8)
    coin = draw.one(5, 10, 20)
    rest = Algorithms(draw).own("rest")
    program = (
        put(big, 0),
        put(small, 0),
        put(enough, 0),
        If(check(paid, "<", price), (Stop(),)),
        put(enough, 1),
        put(rest, minus(paid, price)),
        While(check(rest, ">=", coin), (less(rest, coin), more(big))),
        put(small, rest),
    )
    return program, (
        f"Give change: {paid.address} was paid for something that costs {price.address}. If that isn't enough, {enough.address} = 0 and no coins. Otherwise {enough.address} = 1, {big.address} = number of {coin}-coins and {small.address} = number of single ones, as few coins as possible.",
        f"paid < price: ok = big = small = 0. Else ok = 1, (big, small) = divmod(paid - price, {coin}). paid {paid.address}, price {price.address}, ok {enough.address}, big {big.address}, small {small.address}.",
        f"How does a vending machine give its change in {coin}s and 1s? Inserted {paid.address}, price {price.address}; counts to {big.address} ({coin}s) and {small.address} (1s); {enough.address} = 1 when the money suffices, otherwise all three are 0.",
        f"Write the till of my shop. From the money {paid.address} the price {price.address} is taken; the rest is paid out in coins of {coin} (how many: {big.address}) and what that leaves in coins of 1 ({small.address}). {enough.address} says 1. A customer with too little gets 0 in all three places.",
    )


def debt_collected(draw: Drawer) -> Made:
    purse, debt, days, free = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    pay = Algorithms(draw).own("payment", 16)
    rate = draw.one(50, 100, 200, 250)
    program = (
        put(pay, Binary("min", Binary("min", Read(purse), Read(debt)), Number(rate, 16))),
        less(purse, pay),
        less(debt, pay),
        If(check(debt, "==", 0), (put(free, 1), Stop())),
        more_up_to(days, 255),
    )
    return program, (
        f"A loan is paid off in instalments: take {rate}, or the whole debt {debt.address} or the whole purse {purse.address} if one of these is less, from both words. No debt left: {free.address} = 1. Otherwise the days in debt {days.address} go up by 1 (255 at most).",
        f"p = min(purse, debt, {rate}); purse -= p; debt -= p; debt == 0 ? free = 1 : days = min(days + 1, 255). Words {purse.address}, {debt.address}; bytes free {free.address}, days {days.address}.",
        f"How do I let Tom collect up to {rate} bells a day? 16-bit money {purse.address}, 16-bit debt {debt.address}; he takes no more than there is of either. Debt gone: flag {free.address} = 1; still some: day counter {days.address} + 1, saturating.",
        f"Write a collector's visit. His due is {rate}, but he can't take more than the hero has in {purse.address} nor more than is owed in {debt.address} (two bytes each). Subtract what he takes from both. Then either the hero is free (nothing owed, 1 to {free.address}) or another day is counted in {days.address}, which ends at 255.",
    )


def auction_round(draw: Drawer) -> Made:
    bids = draw.array(8, draw.one(3, 4, 5, 6))
    winner, best = draw.variable(8), draw.variable(8)
    sold, reserve = draw.variable(8), draw.rng.randrange(40, 180)
    program = (
        Set(winner, Extreme("max", bids, True)),
        put(best, at(bids, winner)),
        If(check(best, "<", reserve), (put(sold, 0), put(winner, 0xFF), Stop())),
        put(sold, 1),
    )
    return program, (
        f"Auction: of the {where(bids)} find the highest bid (the earliest of equals), its number to {winner.address} and its amount to {best.address}. If it is below the reserve of {reserve}, nothing is sold: {sold.address} = 0 and {winner.address} = $FF. Else {sold.address} = 1.",
        f"w = argmax(bid), best = bid[w]; best < {reserve}: sold = 0, w = $FF; else sold = 1. bid {where(bids)}, w {winner.address}, best {best.address}, sold {sold.address}. First maximum.",
        f"How do I end an auction with a minimum price of {reserve}? Bids {where(bids)}. Winner index {winner.address} ($FF: nobody), highest bid {best.address} in any case, sold flag {sold.address} 1/0. The lower index wins a tie.",
        f"Write the fall of the hammer. {bids.length} people have written a number from 0 to 255 at {bids.address}. The largest goes to {best.address}, the (first) person who wrote it to {winner.address}, 1 to {sold.address}. A largest number smaller than {reserve} is refused, with 0 in {sold.address} and $FF for the person.",
    )


def toll_or_pass(draw: Drawer) -> Made:
    cards, purse, gate, visits = draw.variable(8), draw.variable(16), draw.variable(8), draw.variable(8)
    bit, fee, free_every = 1 << draw.rng.randrange(8), draw.rng.randrange(5, 200), draw.one(4, 8)
    mask = free_every - 1
    program = (
        put(gate, 1),
        more(visits),
        If(Either(Bits(Read(cards), bit, "any"), Bits(Read(visits), mask, "none")), (Stop(),)),
        If(check(purse, ">=", fee), (less(purse, fee), Stop())),
        put(gate, 0),
    )
    return program, (
        f"Toll bridge: every crossing attempt is counted in {visits.address} (wraps). Whoever has the pass (${bit:02X} of {cards.address}) crosses for free, and so does everyone on an attempt whose count, after the increment, is a multiple of {free_every}. Others pay {fee} out of the word {purse.address}. {gate.address} = 1 if he may cross, 0 if he can't pay.",
        f"++n; free = ({cards.address} & ${bit:02X}) || n % {free_every} == 0; free or purse >= {fee} (then purse -= {fee}): gate = 1; else gate = 0. n {visits.address}, purse word {purse.address}, gate {gate.address}.",
        f"How do I code a bridge fee of {fee} with a season ticket and every {free_every}th crossing free? Ticket bit ${bit:02X} in {cards.address}; counter byte {visits.address}, raised first; 16-bit money {purse.address}; {gate.address} gets 1 (open) or 0 (too poor; nothing is paid).",
        f"Write the keeper of a gate. He counts heads in {visits.address}, and each head whose new count has its lowest {mask.bit_length()} bits zero walks through without paying, as do owners of the card ${bit:02X} ({cards.address}). From the rest he takes {fee} if {purse.address} (16 bits) has it. The gate {gate.address} is 1 for those who may go through, 0 for those who can't pay.",
    )


def tool_wears(draw: Drawer) -> Made:
    tool, ore, broken, luck = draw.variable(8, below=4), draw.variable(8), draw.variable(8), draw.variable(8)
    wear = draw.array(8, 4)
    gains = Table("YieldTable", "yield", tuple(sorted(draw.rng.sample(range(1, 12), 4))))
    program = (
        If(check(at(wear, tool), "==", 0), (put(broken, 1), Stop())),
        put(broken, 0),
        more_up_to(ore, 99, at(gains, tool)),
        when(Bits(Read(luck), 3, "any"), put(at(wear, tool), minus(at(wear, tool), 1))),
    )
    shown = ", ".join(map(str, gains.values))
    return program, (
        f"Mining: pick {tool.address} (0-3) has its durability among the {where(wear)}. At 0 it is broken: {broken.address} = 1 and nothing is mined. Otherwise {broken.address} = 0, the ore {ore.address} grows by {shown} for picks 0 to 3 (99 at most), and the durability drops by 1 unless the low two bits of the random byte {luck.address} are both 0.",
        f"d[t] == 0: broken = 1. Else broken = 0, ore = min(ore + [{shown}][t], 99), ({luck.address} & 3) -> --d[t]. t {tool.address} < 4, d {wear.address}, ore {ore.address}, broken {broken.address}.",
        f"How do I do tools that wear out with a 3 in 4 chance? Tool {tool.address} below 4, durability {where(wear)}, yields {shown}, ore count {ore.address} (cap 99), RNG {luck.address} (spared when bits 0 and 1 are clear), {broken.address}: 1 no durability left (no yield), 0 fine.",
        f"Write a blow with an axe. There are four axes ({tool.address} says which, 0-3) with a byte of sharpness each from {wear.address}. A blunt one (zero) only sets {broken.address} to 1. A sharp one sets it to 0, fells {shown} logs depending on the axe ({ore.address}, never above 99), and loses a point of sharpness if {luck.address} AND 3 isn't zero.",
    )


def insured_death(draw: Drawer) -> Made:
    purse, policy, lost = draw.variable(16), draw.variable(8), draw.variable(16)
    shift = draw.one(1, 2)
    bit = 1 << draw.rng.randrange(8)
    program = (
        put(lost, Shifted(Read(purse), "right", shift)),
        If(
            Bits(Read(policy), bit, "any"),
            (put(policy, masked(policy, 0xFF - bit)), put(lost, Shifted(Read(lost), "right", 2))),
        ),
        less(purse, lost),
    )
    part = {1: "half", 2: "a quarter"}[shift]
    return program, (
        f"Dying costs {part} of the money {purse.address} (word, rounded down). With insurance (${bit:02X} set in {policy.address}) it's only a quarter of that (rounded down again), and the insurance is used up (bit cleared). What was lost is written to the word {lost.address}.",
        f"loss = money >> {shift}; {policy.address} & ${bit:02X}: clear it, loss >>= 2; money -= loss. money word {purse.address}, loss word {lost.address}.",
        f"How do I take a death penalty that insurance reduces? Gold {purse.address} and loss {lost.address}, 16 bits. Penalty gold / {1 << shift}; insured (mask ${bit:02X} in {policy.address}): a fourth of the penalty and the mask goes off. Fractions are dropped.",
        f"Write a routine for a hero's defeat. He forfeits {part} of {purse.address}. If he is insured, a matter of bit value ${bit:02X} in {policy.address}, the company bears three quarters of the loss, and the policy has expired (bit off). Divide by shifting, two-byte numbers; the loss goes to {lost.address}.",
    )


def loyalty_stamps(draw: Drawer) -> Made:
    stamps, price, gifts, due = draw.variable(8), draw.variable(8), draw.variable(8), draw.variable(8)
    need, floor = draw.rng.randrange(5, 12), draw.rng.randrange(20, 120)
    program = (
        put(due, price),
        If(check(price, "<", floor), (Stop(),)),
        more(stamps),
        If(
            check(stamps, ">=", need),
            (put(stamps, 0), put(due, Shifted(Read(price), "right", 1)), more_up_to(gifts, 255)),
        ),
    )
    return program, (
        f"Stamp card: a purchase of {floor} or more ({price.address}) earns a stamp ({stamps.address}). When that makes {need} (or more), the card is empty again (0), this purchase is half price (rounded down) and {gifts.address} counts one more (255 at most). What is due goes to {due.address}, normally the full price.",
        f"due = p; p >= {floor}: ++s; s >= {need}: s = 0, due = p >> 1, g = min(g + 1, 255). p {price.address}, due {due.address}, s {stamps.address}, g {gifts.address}.",
        f"How do I give a customer half off on every {need}th purchase worth {floor}+? Price {price.address}, stamps {stamps.address} (raised by a purchase like that, cleared at {need} or more), amount to pay {due.address}, number of discounts {gifts.address} (saturating). Smaller purchases: full price and no stamp.",
        f"Write the counter of a loyal customer's shop. {due.address} is the price {price.address}. If this is under {floor} that's all. Otherwise stamp the card, {stamps.address} plus one; a card with {need} stamps or more is taken away (0), the price due is halved, fractions dropped, and {gifts.address} rises by one unless it is 255.",
    )


def swap_two_for_one(draw: Drawer) -> Made:
    goods = draw.array(8, draw.one(4, 5, 6, 8))
    give, want = draw.variable(8, below=goods.length), draw.variable(8, below=goods.length)
    rate, most, done = draw.one(2, 3, 4), draw.one(9, 19, 99), draw.variable(8)
    program = (
        put(done, 0),
        If(check(give, "==", want), (Stop(),)),
        If(check(at(goods, give), "<", rate), (Stop(),)),
        If(check(at(goods, want), ">=", most), (Stop(),)),
        put(at(goods, give), minus(at(goods, give), rate)),
        put(at(goods, want), plus(at(goods, want), 1)),
        put(done, 1),
    )
    return program, (
        f"Harbour trade as in Catan: {rate} of resource {give.address} for one of resource {want.address} (numbers below {goods.length}; counts: {where(goods)}). Not if they are the same resource, not with fewer than {rate}, not if there are already {most} or more of the wanted one. {done.address}: 1 traded, 0 not.",
        f"g != w && n[g] >= {rate} && n[w] < {most}: n[g] -= {rate}, ++n[w], ok = 1; else ok = 0. g {give.address}, w {want.address} < {goods.length}; n {where(goods)}; ok {done.address}.",
        f"How do I exchange {rate}:1? Given kind {give.address}, wanted kind {want.address}, both indices under {goods.length} into {where(goods)}. Different kinds only, enough of the first, room for the second (limit {most}). Success flag {done.address}, otherwise zero and unchanged goods.",
        f"Write a barter. The stranger takes {rate} pieces of ware {give.address} and hands over one of ware {want.address} (0 to {goods.length - 1}, pieces in the {where(goods)}). He refuses, with 0 in {done.address}, to give the ware he takes, if there aren't {rate} pieces, or if you own {most} or more of the other. Else it's 1.",
    )


def tax_by_bracket(draw: Drawer) -> Made:
    income, tax, rest = draw.variable(16), draw.variable(16), draw.variable(16)
    free = draw.rng.randrange(50, 400)
    second = free + draw.rng.randrange(300, 3000)
    over = Algorithms(draw).own("over", 16)
    program = (
        put(over, Saturating("subtract", Read(income), Number(free, 16), 0)),
        put(tax, Shifted(Read(over), "right", 3)),
        If(check(income, ">", second), (more(tax, Shifted(minus(income, second), "right", 2)),)),
        put(rest, minus(income, tax)),
    )
    return program, (
        f"Tax on the income {income.address}: an eighth of what is over {free} plus a quarter of what is over {second}, both rounded down; nothing up to {free}. Tax to {tax.address}, what remains to {rest.address}. Words.",
        f"tax = max(i - {free}, 0) >> 3; i > {second}: tax += (i - {second}) >> 2; rest = i - tax. i {income.address}, tax {tax.address}, rest {rest.address}, 16-bit unsigned.",
        f"How do I compute a progressive tax? 16-bit earnings {income.address}: first {free} free, 1/8 above that, another 1/4 on the part above {second}; fractions of each are dropped. {tax.address} gets the tax, {rest.address} the net amount.",
        f"Write a routine for the king's collector. From {income.address} (two bytes) he wants one in eight coins beyond the first {free} and on top of that one in four beyond the first {second}, only whole coins each time. Put his share into {tax.address} and the farmer's into {rest.address}.",
    )


def cart_load_limit(draw: Drawer) -> Made:
    weights, loaded = draw.one(draw.slots, draw.records)(8, 8)
    load, limit = draw.variable(8), draw.rng.randrange(100, 250)
    total = Algorithms(draw).own("total", 16)
    program = (
        put(total, 0),
        Each(
            (weights, loaded),
            (
                put(Here(loaded), 0),
                when(
                    Compared("<=", plus(total, Widened(Read(Here(weights)))), Number(limit, 16)),
                    more(total, Widened(Read(Here(weights)))),
                    put(Here(loaded), 1),
                ),
            ),
        ),
        put(load, Half(Read(total), False)),
    )
    return program, (
        f"Load a cart greedily: go through the {where(weights)} and take each thing that still fits (total weight at most {limit}), marking it 1 in the {where(loaded)}, others 0. Final weight to {load.address}.",
        f"t = 0; for i: t + w[i] <= {limit} ? (t += w[i], m[i] = 1) : m[i] = 0; {load.address} = t. w {where(weights)}; m {where(loaded)}.",
        f"How do I pack items in order under a weight of {limit}? Weights {where(weights)}; marks {where(loaded)} (1 packed, 0 left); one that would exceed the limit is skipped, later ones may still fit; sum -> byte {load.address}. Don't let the addition wrap.",
        f"Write a porter. He lifts {weights.length} bags in turn ({where(weights)}). If a bag and all that he carries already weigh no more than {limit} together, he takes it, otherwise he leaves it; note 1 or 0 for it (the {where(loaded)}). What he carries in the end is written to {load.address}.",
    )


def gamble_wheel_pays(draw: Drawer) -> Made:
    bet, spin, purse, field = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    factors = Table("WheelTable", "factor", (*(draw.one(0, 0, 1, 1, 2, 3, 5) for _ in range(7)), 10))
    win, most = Algorithms(draw).own("win", 16), draw.one(999, 9999)
    program = (
        put(field, masked(spin, 7)),
        If(Compared("<", Read(purse), Widened(Read(bet))), (Stop(),)),
        less(purse, Widened(Read(bet))),
        put(win, Product(Read(bet), Read(at(factors, field)))),
        put(purse, Saturating("add", Read(purse), Read(win), most)),
    )
    shown = ", ".join(map(str, factors.values))
    return program, (
        f"Wheel of fortune with 8 fields that pay {shown} times the bet {bet.address}. The field is the low three bits of {spin.address}; store it at {field.address}. If the purse {purse.address} (word) has the bet, it is taken off and the win added ({most} at most); if not, only the field is stored.",
        f"f = {spin.address} & 7 -> {field.address}; purse >= bet: purse = min(purse - bet + bet * [{shown}][f], {most}). purse word {purse.address}, bet byte {bet.address}.",
        f"How do I run a prize wheel? Random byte {spin.address} modulo 8 picks the field ({field.address}) with multiplier {shown}. Stake: byte {bet.address}, bank: word {purse.address}, cap {most}. Can't afford the stake: no payment either way. Winnings are 16 bits.",
        f"Write a fairground wheel. It stops at field {spin.address} AND 7, which is shown in {field.address}. A player with at least {bet.address} in {purse.address} (two bytes) stakes that, and gets back {shown} times as much, depending on the field from 0 to 7; his purse can't hold more than {most}. A poorer player stakes and gets nothing.",
    )


RECIPES = (
    split_into_stacks,
    craft_from_recipe,
    most_you_can_make,
    bargain_in_rounds,
    haul_sold,
    price_by_demand,
    change_in_coins,
    debt_collected,
    auction_round,
    toll_or_pass,
    tool_wears,
    insured_death,
    loyalty_stamps,
    swap_two_for_one,
    tax_by_bracket,
    cart_load_limit,
    gamble_wheel_pays,
)
