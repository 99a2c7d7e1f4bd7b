"""Prices and budgets: taxes, discounts, wages, loans, auctions, bids, fares, offers compared, savings planned."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Each,
    Either,
    Expression,
    Half,
    Here,
    If,
    Index,
    Number,
    Product,
    Quotient,
    Read,
    Repeat,
    Report,
    Saturating,
    Shifted,
    Statement,
    While,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    Value,
    check,
    less,
    less_down_to,
    masked,
    minus,
    more,
    more_up_to,
    plus,
    put,
    size,
    value,
    when,
    where,
)

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def wide(of: Value) -> Expression:
    return Widened(value(of))


def low(of: Value) -> Expression:
    return Half(value(of), high=False)


def shr(of: Value, count: int) -> Expression:
    return Shifted(value(of), "right", count)


def price_with_tax(draw: Drawer) -> Made:
    price, result = draw.variable(8), draw.variable(16)
    rate = draw.one(5, 7, 8, 12, 19, 20)
    up = draw.maybe(0.6)
    tax = (
        Quotient(plus(Product(Read(price), Number(rate)), 99), Number(100))
        if up
        else Quotient(Product(Read(price), Number(rate)), Number(100))
    )
    program = (put(result, plus(wide(price), tax)),)
    how = "rounded up to a whole coin" if up else "rounded down"
    return program, (
        f"Write a routine that adds {rate} percent tax, {how}, to the price {price.address} (a byte) and stores the total as a word at {result.address}.",
        f"How do I compute price + {rate} %? Byte {price.address} -> word {result.address}; the tax is {how}.",
        f"word[{result.address}] = p + {'ceil' if up else 'floor'}(p * {rate} / 100), p = byte[{price.address}].",
        f"gross {result.address} (u16) from net {price.address} (u8), VAT {rate}%, tax {'ceil' if up else 'floor'}",
        f"The king takes {rate} coins of a hundred on every sale. What does the customer pay for goods of {price.address} coins? The king's part is {how}. Sum to {result.address}, 16 bits.",
    )


def price_by_quantity(draw: Drawer) -> Made:
    quantity, result, unit = draw.variable(8), draw.variable(16), draw.variable(8)
    first, second = sorted(draw.rng.sample((5, 8, 10, 12, 20, 24, 50, 100), 2))
    full = draw.rng.randrange(20, 60)
    fewer, least = full - draw.rng.randrange(2, 6), full - draw.rng.randrange(7, 12)
    program = (
        put(unit, full),
        when(check(quantity, ">=", first), put(unit, fewer)),
        when(check(quantity, ">=", second), put(unit, least)),
        put(result, Product(Read(quantity), Read(unit))),
    )
    return program, (
        f"Write a routine with a volume discount: one piece costs {full}, from {first} pieces on each costs {fewer}, from {second} on {least}. For the quantity {quantity.address} store the price per piece at {unit.address} and the total, a word, at {result.address}.",
        f"How do I do tiered pricing? n = byte {quantity.address}; unit price {full}, {fewer} if n >= {first}, {least} if n >= {second} -> {unit.address}; n * unit -> word {result.address}. The tier's price applies to all pieces.",
        f"u = n >= {second} ? {least} : n >= {first} ? {fewer} : {full}; byte[{unit.address}] = u; word[{result.address}] = n * u; n = byte[{quantity.address}].",
        f"{quantity.address} pcs @ {full} / {first}+ @ {fewer} / {second}+ @ {least} -> unit {unit.address}, total {result.address} (u16)",
        f"Who buys arrows by the bundle saves: {full} rupees each, but {fewer} each for anybody who takes {first} or more, and {least} for {second} or more. {quantity.address} arrows are wanted. The seller writes the single price into {unit.address} and the whole bill into {result.address} (two bytes).",
    )


def trade_in(draw: Drawer) -> Made:
    fresh, old, result = draw.variable(16), draw.variable(16), draw.variable(16)
    least = draw.one(0, 0, 10, 20, 50)
    credit = shr(old, 1)
    program = (
        put(result, least),
        when(
            check(fresh, ">", plus(credit, least)) if least else check(fresh, ">", credit),
            put(result, minus(fresh, credit)),
        ),
    )
    end = f"but at least {least}" if least else "but not below 0"
    return program, (
        f"Write a routine that computes what an upgrade costs: the new item's price {fresh.address} minus half the old item's price {old.address} (rounded down), {end}. Words, result at {result.address}.",
        f"How do I price a trade-in? {fresh.address} - {old.address} / 2, {end}, unsigned words -> {result.address}.",
        f"word[{result.address}] = max({least}, word[{fresh.address}] - (word[{old.address}] >> 1)), no wrap.",
        f"upgrade cost {result.address} = {fresh.address} - {old.address}/2, floor {least}, u16",
        f"The smith takes the old sword for half of what it cost ({old.address}, half coins are his) and wants {fresh.address} for the new one. How much do I have to add? Write it to {result.address}, {end}; all 16-bit.",
    )


def haggle(draw: Drawer) -> Made:
    price, least, rounds = draw.variable(16), draw.variable(16), draw.variable(8)
    shift = draw.one(3, 4, 5)
    most = draw.one(3, 4, 5, 8)
    program = (
        when(
            check(rounds, "<", most),
            more(rounds),
            put(price, minus(price, shr(price, shift))),
            when(check(price, "<", least), put(price, least)),
        ),
    )
    return program, (
        f"Write a routine for one round of haggling: if fewer than {most} rounds were held ({rounds.address}), count one more, lower the price {price.address} by 1/{1 << shift} of it (that part rounded down) and, if it is then below the seller's limit {least.address}, make it the limit. Words, except the byte {rounds.address}.",
        f"How do I haggle a price down? If byte {rounds.address} < {most}: ++it; price {price.address} -= price >> {shift}; price = max(price, limit {least.address}). Otherwise nothing.",
        f"if (r < {most}) ++r, p -= p >> {shift}, p = max(p, word[{least.address}]); r = byte[{rounds.address}], p = word[{price.address}].",
        f"haggle: {price.address} -= 1/{1 << shift}, not below {least.address} (u16), max {most} times ({rounds.address})",
        f"The carpet dealer comes down by 1/{1 << shift} each time I shake my head, {most} times at most - {rounds.address} says how often I already have - and never below {least.address}. Shake once: new price to {price.address} (16-bit, like the limit). When his patience is gone nothing changes.",
    )


def cart_with_coupon(draw: Drawer) -> Made:
    prices = draw.array(8, draw.one(4, 5, 6, 8))
    amounts = draw.array(8, prices.length)
    total = draw.variable(16)
    limit, coupon = draw.one((100, 10), (500, 50), (1000, 100), (300, 25), (2000, 500))
    count = draw.variable(8)
    own = Algorithms(draw).own
    held = own("amount")
    program = (
        put(total, 0),
        put(count, 0),
        Each(
            (prices, amounts),
            (
                put(held, masked(Here(amounts), 15)),
                more(count, held),
                more(total, Product(Read(Here(prices)), Read(held))),
            ),
        ),
        when(check(total, ">=", limit), less(total, coupon)),
    )
    return program, (
        f"Write a routine that totals a cart: {prices.length} prices (bytes from {prices.address}) times the amounts in the low nibbles of {prices.length} bytes from {amounts.address}; the number of pieces goes to {count.address}, the sum (word) to {total.address}, less {coupon} if it reaches {limit}.",
        f"How do I compute a shopping cart with a coupon? Prices {prices.address}, amounts {amounts.address} (low 4 bits), {prices.length} lines of a byte each. Pieces -> {count.address}; word {total.address} = sum of price * amount, minus {coupon} when it is at least {limit}.",
        f"t = sum(p[i] * (a[i] & 15)); word[{total.address}] = t >= {limit} ? t - {coupon} : t; byte[{count.address}] = sum(a[i] & 15); i < {prices.length}, p = bytes {prices.address}, a = bytes {amounts.address}.",
        f"cart {prices.address} x {amounts.address} ({prices.length} lines, amounts are nibbles) -> pieces {count.address}, total {total.address} (u16); {coupon} off from {limit}",
        f"On the counter lie up to fifteen of each of {prices.length} goods: how many, in the lower halves of {amounts.address} ff.; what one costs, in {prices.address} ff. My coupon takes {coupon} rupees off a bill of {limit} or more. Bill to {total.address} (16 bits), number of things to carry to {count.address}.",
    )


def late_fee(draw: Drawer) -> Made:
    due, today, fee = draw.variable(8), draw.variable(8), draw.variable(8)
    free, daily, most = draw.one(0, 1, 2, 3, 7), draw.rng.randrange(2, 9), draw.one(50, 99, 100, 200, 250)
    own = Algorithms(draw).own
    late = own("days late")
    product = own("product", 16)
    program = (
        put(fee, 0),
        when(
            check(today, ">", due),
            put(late, minus(today, due)),
            when(
                check(late, ">", free),
                put(product, Product(minus(late, free) if free else Read(late), Number(daily))),
                when(check(product, ">", most), put(product, most)),
                put(fee, low(product)),
            ),
        ),
    )
    if not free:
        program = (
            put(fee, 0),
            when(
                check(today, ">", due),
                put(product, Product(minus(today, due), Number(daily))),
                when(check(product, ">", most), put(product, most)),
                put(fee, low(product)),
            ),
        )
    grace = f"the first {free} day{'s' * (free > 1)} late are free, each further one" if free else "each day late"
    return program, (
        f"Write a routine that computes a late fee: today {today.address}, due day {due.address} (unsigned, the calendar doesn't wrap); {grace} costs {daily}, {most} at most. Fee to {fee.address}.",
        f"How do I charge for a late library book? Days: due {due.address}, returned {today.address}; {grace} costs {daily}, capped at {most}; on time 0. Byte {fee.address}.",
        f"d = max(0, byte[{today.address}] - byte[{due.address}]{f' - {free}' * (free > 0)}); byte[{fee.address}] = min({most}, {daily} * d).",
        f"fee {fee.address} = min({most}, {daily}/day late{f' after {free} grace' * (free > 0)}), due {due.address}, now {today.address}",
        f"The witch lends brooms until day {due.address}; it is day {today.address}. Bringing one back in time is free of charge; {grace} costs {daily} herbs, up to {most} herbs. How many does she get? To {fee.address}.",
    )


def piecework_wage(draw: Drawer) -> Made:
    pieces, wage = draw.variable(8), draw.variable(16)
    rate, extra = draw.rng.randrange(2, 9), draw.rng.randrange(1, 5)
    quota, loss = draw.one(20, 30, 50, 60, 100), draw.one(10, 20, 25, 40)
    program = (
        put(wage, Product(Read(pieces), Number(rate))),
        If(
            check(pieces, ">", quota),
            (more(wage, Product(minus(pieces, quota), Number(extra))),),
            (when(check(pieces, "<", quota), less_down_to(wage, 0, loss)),),
        ),
    )
    return program, (
        f"Write a routine for piecework: the wage (word {wage.address}) is {rate} for each of the {pieces.address} pieces (byte). Each piece beyond the quota of {quota} brings {extra} more; who misses the quota loses {loss}, but never gets less than 0.",
        f"How do I compute a wage with bonus and penalty? n = {pieces.address}; {rate} * n, plus {extra} * (n - {quota}) if n > {quota}, minus {loss} (not under 0) if n < {quota}. Word {wage.address}.",
        f"w = {rate} * n; if n > {quota}: w += {extra} * (n - {quota}); if n < {quota}: w = max(0, w - {loss}); word[{wage.address}] = w, n = byte[{pieces.address}].",
        f"wage {wage.address} (u16): {pieces.address} pcs x {rate}, over {quota}: +{extra} each, under: -{loss} (floor 0)",
        f"In the mine you're paid by the stone, {rate} a stone, and {quota} stones a shift are expected. Stones above that earn {extra} on top; whoever brings fewer is fined {loss}, as far as the pay goes. {pieces.address} stones today: pay to {wage.address}, two bytes.",
    )


def progressive_tax(draw: Drawer) -> Made:
    income, tax, net = draw.variable(16), draw.variable(16), draw.variable(16)
    free, middle = draw.one((100, 500), (200, 1000), (1000, 5000), (500, 2000))
    own = Algorithms(draw).own
    part = own("part", 16)
    shift, upper = draw.one((3, 2), (4, 3), (3, 1), (2, 1))
    program = (
        put(tax, 0),
        when(
            check(income, ">", free),
            put(part, minus(Binary("min", Read(income), Number(middle, 16)), free)),
            put(tax, shr(part, shift)),
            when(check(income, ">", middle), more(tax, shr(minus(income, middle), upper))),
        ),
        put(net, minus(income, tax)),
    )
    return program, (
        f"Write a routine for a progressive tax on the word {income.address}: nothing on the first {free}, 1/{1 << shift} of what lies between {free} and {middle}, 1/{1 << upper} of what exceeds {middle}, each part rounded down. The tax goes to {tax.address}, what remains of the income to {net.address} (words).",
        f"How do I compute tax brackets? Income {income.address}; up to {free} free, {free} to {middle} at 1/{1 << shift}, above at 1/{1 << upper}; floor each bracket's share. Tax -> {tax.address}, net -> {net.address}, 16 bits, unsigned.",
        f"t = max(0, min(i, {middle}) - {free}) / {1 << shift} + max(0, i - {middle}) / {1 << upper}; word[{tax.address}] = t; word[{net.address}] = i - t; i = word[{income.address}].",
        f"brackets 0 / 1/{1 << shift} / 1/{1 << upper} at {free}, {middle}: {income.address} -> tax {tax.address}, net {net.address} (u16, floor per bracket)",
        f"The duke leaves the poor alone: the first {free} coins of {income.address} are free. From there to {middle} coins he takes one in {1 << shift}, beyond that one in {1 << upper}, whole coins of each part. His share goes to {tax.address}, mine to {net.address}; 16-bit numbers.",
    )


def loan_payment(draw: Drawer) -> Made:
    debt, payment = draw.variable(16), draw.variable(16)
    shift = draw.one(4, 5, 6)
    change = draw.variable(16)
    interest = Algorithms(draw).own("interest", 16)
    program = (
        put(interest, shr(debt, shift)),
        put(debt, Saturating("add", Read(debt), Read(interest), 0xFFFF)),
        put(change, 0),
        If(
            check(payment, ">=", debt),
            (put(change, minus(payment, debt)), put(debt, 0)),
            (less(debt, payment),),
        ),
    )
    return program, (
        f"Write a routine for a loan instalment: first the debt {debt.address} grows by 1/{1 << shift} of it (rounded down, at most up to 65535), then the payment {payment.address} is subtracted; what is paid beyond the debt goes to {change.address} (else 0) and the debt becomes 0. Words.",
        f"How do I book interest and a payment? debt {debt.address} += debt >> {shift} (saturating), then -= {payment.address}; overpayment to {change.address} with debt 0, otherwise {change.address} = 0. 16-bit.",
        f"d = min(65535, d + (d >> {shift})); word[{change.address}] = max(0, p - d); d = max(0, d - p); d = word[{debt.address}], p = word[{payment.address}].",
        f"{debt.address}: +1/{1 << shift} interest (sat), -{payment.address}; surplus {change.address}; u16",
        f"Each month the moneylender adds 1/{1 << shift} to what I owe, {debt.address} (fractions are on him, and his book ends at 65535). Then I pay {payment.address}. Work out what I owe after that, and how much he must hand back because it was too much: {change.address}. All words.",
    )


def second_price_auction(draw: Drawer) -> Made:
    bids = draw.array(draw.one(8, 16), draw.one(3, 4, 5, 6, 8))
    winner, pays = draw.variable(8), draw.variable(bids.width)
    own = Algorithms(draw).own
    top = own("top", bids.width)
    kind = size(bids)
    program = (
        put(top, 0),
        put(pays, 0),
        put(winner, 0xFF),
        Each(
            (bids,),
            (
                If(
                    check(Here(bids), ">", top),
                    (put(pays, top), put(top, Here(bids)), put(winner, Index())),
                    (when(check(Here(bids), ">", pays), put(pays, Here(bids))),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that settles a sealed-bid auction: of the {where(bids)} (0 is no bid) the highest wins, the first of equals, and pays the second highest bid (0 if there's no other; the same sum on a tie). Winner's index to {winner.address} ($FF if nobody bid), price to the {kind} {pays.address}.",
        f"How do I run a Vickrey auction? Bids: {where(bids)}, unsigned. Index of the maximum (lowest index on ties, $FF if all are 0) -> {winner.address}; second largest bid -> {kind} {pays.address}.",
        f"byte[{winner.address}] = max(b) ? first index of max(b) : $FF; {kind}[{pays.address}] = sorted(b)[-2]; b = {where(bids)}.",
        f"2nd price auction over {where(bids)}: winner {winner.address} (first max, none $FF), price {pays.address}",
        f"{bids.length} collectors write down what the painting is worth to them ({where(bids)}; 0 means not interested). It goes to whoever wrote most - the earlier of two equals - for what the next best wrote. Who is it ({winner.address}, from 0, $FF for no one), and for how much ({pays.address})?",
    )


def bid_is_high_enough(draw: Drawer) -> Made:
    standing, bid, needed = draw.variable(16), draw.variable(16), draw.variable(16)
    shift, least = draw.one(3, 4, 5), draw.one(1, 5, 10)
    rise = Algorithms(draw).own("rise", 16)
    program = (
        put(rise, Binary("max", shr(standing, shift), Number(least, 16))),
        put(needed, Saturating("add", Read(standing), Read(rise), 0xFFFF)),
        Report(check(bid, ">=", needed)),
    )
    return program, (
        f"Write a routine that checks a bid: the next bid must exceed the standing one, {standing.address}, by 1/{1 << shift} of it (rounded down) and by {least} at least. Store the smallest allowed bid (at most 65535) at {needed.address} and set the carry if {bid.address} is no less, else clear it. Words.",
        f"How do I enforce a minimum raise? needed = standing {standing.address} + max(standing >> {shift}, {least}), saturated to 16 bits, to {needed.address}; carry = ({bid.address} >= needed).",
        f"n = min(65535, s + max(s >> {shift}, {least})); word[{needed.address}] = n; carry = word[{bid.address}] >= n; s = word[{standing.address}].",
        f"min raise 1/{1 << shift} (>= {least}) on {standing.address} -> {needed.address} (sat u16); C = {bid.address} ok",
        f"The auctioneer is strict. With {standing.address} on the table he wants 1/{1 << shift} more, and never less than {least} more; he can't count beyond 65535. Tell the crowd what he wants ({needed.address}), and come back with carry set if my {bid.address} will do, clear if it won't. 16-bit sums.",
    )


def insurance_pays(draw: Drawer) -> Made:
    damage, payout, own_share = draw.variable(16), draw.variable(16), draw.variable(16)
    deductible, most = draw.one((50, 500), (100, 1000), (200, 5000), (20, 300))
    program = (
        put(payout, Saturating("subtract", Read(damage), Number(deductible, 16), 0)),
        when(check(payout, ">", most), put(payout, most)),
        put(own_share, minus(damage, payout)),
    )
    return program, (
        f"Write a routine for an insurance: of the damage (word {damage.address}) the first {deductible} are the owner's own; the rest is paid, at most {most}. Payment to {payout.address}, what the owner bears to {own_share.address}, words.",
        f"How do I compute a payout with deductible {deductible} and limit {most}? Damage {damage.address} -> payout {payout.address}, remainder {own_share.address}; 16-bit, unsigned.",
        f"p = min({most}, max(0, d - {deductible})); word[{payout.address}] = p; word[{own_share.address}] = d - p; d = word[{damage.address}].",
        f"claim {damage.address} (u16): excess {deductible}, cap {most} -> pays {payout.address}, own {own_share.address}",
        f"A dragon sat on my roof: {damage.address} rupees of damage (16 bits). My policy leaves me the first {deductible} and anything it doesn't cover above a payment of {most}. What do they pay ({payout.address}), and what does it cost me ({own_share.address})?",
    )


def market_price_moves(draw: Drawer) -> Made:
    price, bought, sold = draw.variable(16), draw.variable(8), draw.variable(8)
    shift = draw.one(3, 4, 5)
    least, most = draw.one((10, 9999), (1, 999), (50, 5000))
    program: tuple[Statement, ...] = (
        If(
            check(bought, ">", sold),
            (put(price, plus(price, shr(price, shift))), when(check(price, ">", most), put(price, most))),
            (
                when(
                    check(bought, "<", sold),
                    put(price, minus(price, shr(price, shift))),
                    when(check(price, "<", least), put(price, least)),
                ),
            ),
        ),
        put(bought, 0),
        put(sold, 0),
    )
    program = (when(check(price, ">", most), put(price, most)), *program)
    return program, (
        f"Write a routine for the weekly market price {price.address} (word; where it is above {most}, it is first brought down to {most}): if more was bought ({bought.address}) than sold ({sold.address}), it rises by 1/{1 << shift}, to {most} at most; if less, it falls by 1/{1 << shift}, to {least} at least; parts are rounded down. Both counters, bytes, start at 0 again.",
        f"How do I let supply and demand move a price? word {price.address} = min({most}, it) first; byte {bought.address} > byte {sold.address}: += price >> {shift}, max {most}; less: -= price >> {shift}, min {least}; equal: as it is. Then clear both bytes.",
        f"p = min(p, {most}); if b > s: p = min({most}, p + (p >> {shift})); elif b < s: p = max({least}, p - (p >> {shift})); b = s = 0; p = word[{price.address}], b = byte[{bought.address}], s = byte[{sold.address}].",
        f"{price.address} (u16): demand {bought.address} vs supply {sold.address}, step 1/{1 << shift}, clamp {most} (before too) / {least} after a fall; reset both counts",
        f"Turnips: what people bought from the market this week is counted in {bought.address}, what they sold to it in {sold.address}. A greedy week lifts the price {price.address} by 1/{1 << shift} of itself, a glut lowers it as much (whole coins), a balanced one leaves it. It never ends above {most} - cut it to that before anything else - and a glut won't push it below {least}. Then both counts start from 0.",
    )


def split_the_bill(draw: Drawer) -> Made:
    bill, people, share = draw.variable(16, below=50000), draw.variable(8), draw.variable(16)
    tip = draw.one(2, 3, 4)
    own = Algorithms(draw).own
    total = own("total", 16)
    program = (
        put(share, 0),
        when(
            check(people, "!=", 0),
            put(total, plus(bill, shr(bill, tip))),
            put(share, Quotient(Read(total), Read(people))),
            when(check(Quotient(Read(total), Read(people), remainder=True), "!=", 0), more(share)),
        ),
    )
    return program, (
        f"Write a routine that splits a bill: the word {bill.address} (below 50000) plus a tip of 1/{1 << tip} of it (rounded down) is divided by the number of people {people.address}, rounded up, so that it is enough. Each one's share, a word, goes to {share.address}; 0 for no people.",
        f"How do I divide with rounding up? ({bill.address} + ({bill.address} >> {tip})) / {people.address}, ceiling, word {share.address}. The bill is under 50000, the divisor a byte; divisor 0: 0.",
        f"t = b + (b >> {tip}); word[{share.address}] = n ? ceil(t / n) : 0; b = word[{bill.address}] < 50000, n = byte[{people.address}].",
        f"share {share.address} = ceil({bill.address} x (1 + 1/{1 << tip}) / {people.address}), tip floored, n = 0 -> 0, bill < 50000",
        f"Dinner for {people.address} heroes costs {bill.address} (16 bits, always less than 50000), and the waiter gets 1/{1 << tip} on top in whole coins. Everybody pays the same and it mustn't fall short. How much is that? To {share.address}, or 0 if nobody stayed.",
    )


def fund_in_order(draw: Drawer) -> Made:
    wishes = draw.array(8)
    grants = draw.array(8, wishes.length)
    money, served = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    given = own("given")
    program = (
        put(served, 0),
        Each(
            (wishes, grants),
            (
                put(given, Binary("min", Read(Here(wishes)), Read(money))),
                put(Here(grants), given),
                less(money, given),
                when(check(given, "==", Here(wishes)), more(served)),
            ),
        ),
    )
    return program, (
        f"Write a routine that hands a budget out in order: each of the {where(wishes)} is a wish; it is granted as far as the money {money.address} goes, the grant is stored in the {grants.length} bytes from {grants.address} and taken from the money. {served.address} counts the wishes that were met in full (a wish for 0 is).",
        f"How do I allocate a budget first come, first served? Requests {where(wishes)}, budget {money.address} (reduced), grants to {grants.address}: min(request, what is left). Fully served requests -> {served.address}.",
        f"n = 0; for i < {wishes.length}: g[i] = min(w[i], m); m -= g[i]; n += g[i] == w[i]; byte[{served.address}] = n; w = bytes {wishes.address}, g = bytes {grants.address}, m = byte[{money.address}].",
        f"greedy grants: {wishes.address}[{wishes.length}] out of {money.address} -> {grants.address}, count of full ones {served.address}",
        f"{wishes.length} villages ask for grain, the neediest first: {wishes.address} and on, a byte each. The barn holds {money.address}. Give each what it asks for while there is enough, then what is left, then nothing. Note what each gets at {grants.address}, leave the barn's rest in place, and tell me in {served.address} how many got all they asked.",
    )


def value_after_years(draw: Drawer) -> Made:
    value_, years, result = draw.variable(16), draw.variable(8, below=32), draw.variable(16)
    shift, scrap = draw.one(1, 2, 3), draw.one(0, 1, 10, 25, 100)
    own = Algorithms(draw).own
    held = own("held", 16)
    program: tuple[Statement, ...] = (
        put(held, value_),
        Repeat(Read(years), (put(held, minus(held, shr(held, shift))),)),
        put(result, held),
    )
    if scrap:
        program = (*program, when(check(result, "<", scrap), put(result, scrap)))
    end = f"; whatever is below {scrap} counts as {scrap}" if scrap else ""
    return program, (
        f"Write a routine that depreciates a ship: the word {value_.address} loses 1/{1 << shift} of its current value (that part rounded down) in each of the {years.address} years (0 to 31){end}. The result goes to {result.address}, the inputs stay.",
        f"How do I apply declining depreciation? {years.address} times (byte, at most 31): v -= v >> {shift}, starting from word {value_.address}; v to {result.address}{end}.",
        f"v = word[{value_.address}]; repeat byte[{years.address}] (< 32) times: v -= v >> {shift}; word[{result.address}] = {f'max(v, {scrap})' if scrap else 'v'}.",
        f"{result.address} = {value_.address} after {years.address} (0..31) years at -1/{1 << shift} a year{f', min {scrap}' * (scrap > 0)}, u16",
        f"I bought a horse for {value_.address} (16-bit). Every year it's worth {('half', 'a quarter', 'an eighth')[shift - 1]} less than the year before, the loss in whole coins. It is {years.address} years now, 31 at the very most. What would I get for it? To {result.address}{end}.",
    )


def postage_by_weight(draw: Drawer) -> Made:
    weight, result = draw.variable(8), draw.variable(8)
    included, step = draw.one((20, 20), (10, 25), (50, 50), (30, 15))
    base, each = draw.rng.randrange(3, 12), draw.rng.randrange(2, 7)
    own = Algorithms(draw).own
    rest = own("rest")
    program = (
        put(result, base),
        put(rest, weight),
        when(
            check(rest, ">", included),
            less(rest, included),
            more(result, each),
            While(check(rest, ">", step), (less(rest, step), more(result, each))),
        ),
    )
    return program, (
        f"Write a routine that computes postage: up to {included} grams cost {base}, each further {step} grams, also if only begun, {each} more. Weight {weight.address}, postage to {result.address}, bytes.",
        f"How do I charge per started unit? w = {weight.address}: {base} if w <= {included}, else {base} + {each} * ceil((w - {included}) / {step}); byte {result.address}.",
        f"byte[{result.address}] = {base} + {each} * ceil(max(0, w - {included}) / {step}), w = byte[{weight.address}].",
        f"postage {result.address}: {weight.address} g, {base} incl. {included}, then {each} per started {step}",
        f"The postman owl carries {included} feathers' weight for {base} seeds; for every {step} feathers on top of that, or part of them, she wants {each} seeds extra. My parcel weighs {weight.address}. How many seeds? To {result.address}.",
    )


def better_offer(draw: Drawer) -> Made:
    price, amount, other_price, other_amount = (draw.variable(8) for _ in range(4))
    result = draw.variable(8)
    own = Algorithms(draw).own
    mine, theirs = own("first cost", 16), own("second cost", 16)
    program = (
        put(mine, Product(Read(price), Read(other_amount))),
        put(theirs, Product(Read(other_price), Read(amount))),
        put(result, 0),
        when(check(mine, "<", theirs), put(result, 1)),
        when(check(mine, ">", theirs), put(result, 2)),
    )
    return program, (
        f"Write a routine that compares two offers by unit price: {amount.address} pieces for {price.address}, or {other_amount.address} pieces for {other_price.address} (bytes). {result.address} becomes 1 if the first is cheaper per piece, 2 if the second is, 0 if they are equal; decide by price 1 * amount 2 against price 2 * amount 1.",
        f"How do I compare prices per unit without division? Offer 1: price {price.address}, amount {amount.address}; offer 2: price {other_price.address}, amount {other_amount.address}. Cross products p1 * a2 < p2 * a1 -> 1, > -> 2, equal -> 0, to {result.address}.",
        f"l = p1 * a2; r = p2 * a1; byte[{result.address}] = l < r ? 1 : l > r ? 2 : 0; p1, a1, p2, a2 = bytes {price.address}, {amount.address}, {other_price.address}, {other_amount.address}.",
        f"cheaper per unit: {price.address}/{amount.address} or {other_price.address}/{other_amount.address} -> 1, 2, 0 = same (cross-multiplied) in {result.address}",
        f"One stall sells {amount.address} apples for {price.address}, the next {other_amount.address} for {other_price.address}. Multiply each stall's price by the other one's apples; the smaller product is the better stall. Write 1 or 2 to {result.address}, 0 if it makes no difference.",
    )


def weeks_to_goal(draw: Drawer) -> Made:
    goal, have, weekly, result = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(16)
    own = Algorithms(draw).own
    missing = own("missing", 16)
    never = 0xFFFF
    program = (
        put(result, 0),
        when(
            check(have, "<", goal),
            put(result, never),
            when(
                check(weekly, "!=", 0),
                put(missing, minus(goal, have)),
                put(result, Quotient(Read(missing), Read(weekly))),
                when(check(Quotient(Read(missing), Read(weekly), remainder=True), "!=", 0), more(result)),
            ),
        ),
    )
    return program, (
        f"Write a routine that plans savings: how many weeks, at {weekly.address} a week (byte), does it take from {have.address} to reach {goal.address} (words)? Rounded up; 0 if it is reached already, $FFFF if it isn't and nothing is saved. Word to {result.address}.",
        f"How do I compute ceil((goal - have) / rate)? goal {goal.address}, have {have.address}, words; rate byte {weekly.address}. have >= goal: 0; rate 0: $FFFF. Word {result.address}.",
        f"word[{result.address}] = h >= g ? 0 : r == 0 ? $FFFF : ceil((g - h) / r); g = word[{goal.address}], h = word[{have.address}], r = byte[{weekly.address}].",
        f"turns until {have.address} + n x {weekly.address} >= {goal.address} -> n {result.address} (u16; rate 0 and short: $FFFF)",
        f"A house costs {goal.address}, my chest holds {have.address} (16 bits each), and every week I put {weekly.address} into it (a byte). After how many weeks can I buy? No waiting is 0; if I save nothing and it isn't enough, $FFFF. Answer at {result.address}.",
    )


def third_one_free(draw: Drawer) -> Made:
    quantity, price, total, free = draw.variable(8), draw.variable(8), draw.variable(16), draw.variable(8)
    group = draw.one(3, 4, 5, 6, 10)
    program = (
        put(free, low(Quotient(wide(quantity), Number(group)))),
        put(total, Product(minus(quantity, free), Read(price))),
    )
    return program, (
        f"Write a routine for a sale in which every {group}{'rd' if group == 3 else 'th'} piece is free: of {quantity.address} pieces store the number of free ones at {free.address} and the price of the others at {price.address} each as a word at {total.address}.",
        f"How do I do buy {group - 1}, get 1 free? n = {quantity.address}, unit price {price.address}: n / {group} -> {free.address}, (n - that) * price -> word {total.address}.",
        f"f = byte[{quantity.address}] / {group}; byte[{free.address}] = f; word[{total.address}] = (byte[{quantity.address}] - f) * byte[{price.address}].",
        f"{group}-for-{group - 1}: {quantity.address} x {price.address} -> gratis {free.address}, pay {total.address} (u16)",
        f"The baker wraps {group} rolls and charges for {group - 1}; single rolls of an incomplete {group} are paid in full. {quantity.address} rolls at {price.address} coins: how many come for nothing ({free.address}), and what's the bill (word {total.address})?",
    )


def stamp_card(draw: Drawer) -> Made:
    stamps, bought, vouchers = draw.variable(8), draw.variable(8), draw.variable(8)
    full = draw.one(5, 8, 10, 12)
    own = Algorithms(draw).own
    total = own("total", 16)
    program: tuple[Statement, ...] = (
        put(total, plus(wide(stamps), wide(bought))),
        While(check(total, ">=", full), (less(total, full), more_up_to(vouchers, 99))),
        put(stamps, low(total)),
    )
    program = (when(check(vouchers, ">", 99), put(vouchers, 99)), *program)
    return program, (
        f"Write a routine for a loyalty card: {bought.address} new stamps join those in {stamps.address}; each full {full} are exchanged for a voucher in {vouchers.address}, which holds at most 99 (cut to 99 in any case; further ones are lost). The stamps left over stay in {stamps.address}. Bytes, but the sum of stamps may exceed 255.",
        f"How do I turn every {full} stamps into a voucher? s = {stamps.address} + {bought.address} (more than 8 bits); vouchers {vouchers.address} += s / {full}, limit 99; {stamps.address} = s % {full}.",
        f"s = byte[{stamps.address}] + byte[{bought.address}]; byte[{vouchers.address}] = min(99, byte[{vouchers.address}] + s / {full}); byte[{stamps.address}] = s % {full}.",
        f"stamps {stamps.address} += {bought.address}; per {full} one voucher {vouchers.address} (max 99), remainder stays",
        f"My inn gives a free night for {full} stamps. A guest with {stamps.address} stamps gets {bought.address} more. Swap full rows for free nights ({vouchers.address}; nobody collects over 99, not even one who had more before) and leave the stamps that don't fill a row.",
    )


def overdraft(draw: Drawer) -> Made:
    balance, amount, refused = draw.variable(16, signed=True), draw.variable(8), draw.variable(8)
    limit = draw.one(50, 100, 200, 500, 1000)
    after = Algorithms(draw).own("after", 16)
    program = (
        put(after, minus(balance, wide(amount))),
        If(
            Either(check(after, "<", -limit & 0xFFFF, signed=True), check(after, ">", balance, signed=True)),
            (more_up_to(refused, 255),),
            (put(balance, after),),
        ),
    )
    return program, (
        f"Write a routine for withdrawals with an overdraft: the signed word {balance.address} minus the unsigned byte {amount.address} may go down to -{limit}. If it would fall lower (or leave the 16-bit range), nothing is paid and the counter {refused.address} rises by 1, at most to 255; otherwise the balance is lowered.",
        f"How do I allow an account to go to -{limit}? int16 {balance.address}, withdrawal byte {amount.address}; balance - amount >= -{limit}: book it; else ++{refused.address}, stopping at 255.",
        f"n = int16[{balance.address}] - byte[{amount.address}]; if n >= -{limit}: int16[{balance.address}] = n; else byte[{refused.address}] = min(255, byte[{refused.address}] + 1). Exact difference.",
        f"withdraw {amount.address} (u8) from {balance.address} (s16), floor -{limit}; refusals counted in {refused.address} (sat)",
        f"Even the poor may drink: the innkeeper lets a tab run until it is {limit} in the red. The purse {balance.address} is a signed word, the drink costs {amount.address}. If that's still allowed, pay it; if not, make a mark in {refused.address} (no more than 255 of them) and take nothing. A purse that is below already gets nothing either.",
    )


RECIPES = (
    price_with_tax,
    price_by_quantity,
    trade_in,
    haggle,
    cart_with_coupon,
    late_fee,
    piecework_wage,
    progressive_tax,
    loan_payment,
    second_price_auction,
    bid_is_high_enough,
    insurance_pays,
    market_price_moves,
    split_the_bill,
    fund_in_order,
    value_after_years,
    postage_by_weight,
    better_offer,
    weeks_to_goal,
    third_one_free,
    stamp_card,
    overdraft,
)
