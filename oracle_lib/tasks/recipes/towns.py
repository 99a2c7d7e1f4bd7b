"""Towns and companions: followers, horses, houses, gossip, beds, banks, jobs and what time does to a village."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Bits,
    Both,
    Chosen,
    Each,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Table,
    Unary,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    at,
    check,
    joined,
    less,
    minus,
    more,
    more_up_to,
    plus,
    put,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def follower_keeps_up(draw: Drawer) -> Made:
    x, hero = draw.variable(16), draw.variable(16)
    gap, far = draw.rng.randrange(12, 30), draw.rng.randrange(100, 260)
    apart = Algorithms(draw).own("apart", 16)
    program = (
        put(apart, Binary("distance", Read(x), Read(hero))),
        If(
            check(apart, ">=", far),
            (put(x, hero),),
            (
                If(
                    check(apart, ">", gap),
                    (If(check(x, "<", hero), (more(x, 2),), (less(x, 2),)),),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that moves a follower along one axis: with d the distance between his x {x.address} and the hero's {hero.address} (unsigned words), he jumps onto the hero's x if d is {far} or more, goes 2 pixels towards him if d is more than {gap}, and stays otherwise.",
        f"How do I keep a companion near the player without crowding him? Follower word {x.address}, player word {hero.address}. |difference| >= {far}: copy the player's. > {gap}: + 2 or - 2 towards the player. <= {gap}: rest.",
        f"d = |word[{x.address}] - word[{hero.address}]|; if d >= {far}: word[{x.address}] = word[{hero.address}]; else if d > {gap}: word[{x.address}] += word[{x.address}] < word[{hero.address}] ? 2 : -2.",
        f"Kiki the monkey trots after Link. Nearer than or at {gap} steps he is content; beyond that he runs two steps a frame towards him; if he has lost him ({far} steps or more) he is simply there. Monkey: {x.address}. Link: {hero.address}. 16 bits each.",
    )


def night_at_the_inn(draw: Drawer) -> Made:
    rupees, hour, health, capacity = draw.variable(16), draw.variable(8), draw.variable(8), draw.variable(8)
    price, morning = draw.one(10, 20, 40, 100), draw.rng.randrange(5, 9)
    program = (
        If(
            check(rupees, ">=", price),
            (less(rupees, price), put(hour, morning), put(health, capacity)),
        ),
    )
    return program, (
        f"Write a routine for an inn: with at least {price} rupees in the word {rupees.address} the hero pays {price} and sleeps, so that it is {morning} o'clock ({hour.address}) and his health {health.address} equals the capacity {capacity.address}. With less nothing happens.",
        f"How do I let a night at the inn heal and pass time? Word {rupees.address} >= {price}: minus {price}, byte {hour.address} = {morning}, byte {health.address} = byte {capacity.address}. Too poor: no change.",
        f"if word[{rupees.address}] >= {price}: word[{rupees.address}] -= {price}; byte[{hour.address}] = {morning}; byte[{health.address}] = byte[{capacity.address}].",
        f"A bed is {price} a night (the purse is {rupees.address}, two bytes). Whoever can afford it wakes up at {morning} in the morning, see {hour.address}, with all his hearts: {capacity.address} into {health.address}. Whoever can't is shown the door, unchanged.",
    )


def bank_deposit(draw: Drawer) -> Made:
    purse, account = draw.variable(16), draw.variable(16)
    amount, most = draw.one(10, 50, 100, 200), draw.one(5000, 9999, 20000)
    moved = Algorithms(draw).own("moved", 16)
    program = (
        put(moved, Binary("min", Read(purse), Number(amount, 16))),
        If(
            check(account, "<=", most - amount),
            (less(purse, moved), more(account, moved)),
        ),
    )
    return program, (
        f"Write a routine that pays money into a bank: up to {amount} rupees (all, if there are fewer) go from the word {purse.address} to the word {account.address}, but only if the account holds {most - amount} or less; otherwise nothing moves.",
        f"How do I deposit in steps of {amount}? m = min(word {purse.address}, {amount}). Account word {account.address} <= {most - amount}: purse - m, account + m. A fuller account accepts nothing.",
        f"m = min(word[{purse.address}], {amount}); if word[{account.address}] <= {most - amount}: word[{purse.address}] -= m, word[{account.address}] += m.",
        f"The banker takes {amount} at a time, or what is left in Link's purse ({purse.address}). His strongbox {account.address} must have room for a full {amount}: he sends you away when there are more than {most - amount} in it. Both are 16-bit counts.",
    )


def gossip_spreads(draw: Drawer) -> Made:
    heard = draw.one(draw.slots, draw.records)(8)[0]
    speaker, listener = draw.variable(8, below=heard.length), draw.variable(8, below=heard.length)
    both = joined(at(heard, speaker), at(heard, listener))
    learned = Algorithms(draw).own("learned")
    program = (
        put(learned, both),
        put(at(heard, speaker), learned),
        put(at(heard, listener), learned),
    )
    return program, (
        f"Write a routine in which two villagers exchange what they have heard: the rumors of villager {speaker.address} and of villager {listener.address} (both below {heard.length}; {where(heard)}, a bit per rumor) are ORed together, and both get the result.",
        f"How do I share flags between two of {heard.length} NPCs? Flag bytes: {where(heard)}; indices byte {speaker.address} and byte {listener.address}, each < {heard.length}. r = flags[a] | flags[b]; flags[a] = flags[b] = r.",
        f"r = h[byte[{speaker.address}]] | h[byte[{listener.address}]]; h[byte[{speaker.address}]] = h[byte[{listener.address}]] = r; h: {where(heard)}; both indices < {heard.length}.",
        f"At the well everybody tells everything. {heard.length} people keep their secrets as bits ({where(heard)}). When number {speaker.address} meets number {listener.address}, each knows afterwards what either knew before.",
    )


def house_owner_home(draw: Drawer) -> Made:
    houses = draw.one(4, 6, 8)
    house, hour, locked = draw.variable(8, below=houses), draw.variable(8, below=24), draw.variable(8)
    opens = Table("OpeningTable", "hour", tuple(draw.rng.randrange(5, 11) for _ in range(houses)))
    closes = Table("ClosingTable", "hour", tuple(draw.rng.randrange(15, 23) for _ in range(houses)))
    inside = Both(check(hour, ">=", at(opens, house)), check(hour, "<", at(closes, house)))
    value = draw.one(1, 0x80, 0xFF)
    first, last = ", ".join(map(str, opens.values)), ", ".join(map(str, closes.values))
    return (put(locked, Chosen(inside, Number(0), Number(value))),), (
        f"Write a routine that locks the doors of a village at night: house {house.address} (0 to {houses - 1}) is open from hour {first} to before hour {last} (one number of each list per house). {locked.address} becomes 0 if the hour {hour.address} (0 to 23) lies in that, else ${value:02X}.",
        f"How do I give each of {houses} houses its own opening hours? Opens at [{first}], closes at [{last}], by byte {house.address} < {houses}. Hour byte {hour.address} < 24. opens <= hour < closes: byte {locked.address} = 0, otherwise ${value:02X}.",
        f"n = byte[{house.address}] < {houses}, h = byte[{hour.address}] < 24; byte[{locked.address}] = ([{first}][n] <= h && h < [{last}][n]) ? 0 : ${value:02X}.",
        f"Kakariko sleeps early. The keepers of houses 0 to {houses - 1} unlock at {first} o'clock and lock at {last}. Link knocks at house {house.address} at {hour.address} o'clock (a number from 0 to 23): is it locked? Put ${value:02X} (yes; also in the very hour of locking) or 0 (no) into {locked.address}.",
    )


def horse_stamina(draw: Drawer) -> Made:
    carrots, timer, speed, pressed = (draw.variable(8) for _ in range(4))
    button, most, again = draw.one(0x80, 0x40, 0x20), draw.one(4, 5, 6), draw.rng.randrange(30, 150)
    fast, slow = draw.rng.randrange(24, 48), draw.rng.randrange(8, 20)
    spur = Both(Bits(Read(pressed), button, "any"), check(carrots, "!=", 0))
    program = (
        If(
            spur,
            (less(carrots), put(speed, fast), put(timer, again)),
            (
                If(
                    check(timer, "!=", 0),
                    (less(timer),),
                    (put(timer, again), put(speed, slow), more_up_to(carrots, most)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine for spurring a horse: if ${button:02X} is set in {pressed.address} and there are carrots ({carrots.address} not 0), one is used, the speed {speed.address} becomes {fast} and the timer {timer.address} {again}. Otherwise the timer drops by 1 unless it is 0; at 0 it becomes {again} again, the speed {slow}, and a carrot comes back (at most {most}).",
        f"How do I code Epona's carrots? Pressed byte {pressed.address}, mask ${button:02X}; carrots byte {carrots.address}; speed byte {speed.address}; timer byte {timer.address}. Pressed with carrots > 0: carrots - 1, speed = {fast}, timer = {again}. Else timer nonzero: timer - 1. Else: timer = {again}, speed = {slow}, carrots = min(carrots + 1, {most}).",
        f"if (byte[{pressed.address}] & ${button:02X}) && c: --c, byte[{speed.address}] = {fast}, t = {again}; else if t: --t; else t = {again}, byte[{speed.address}] = {slow}, c = min(c + 1, {most}); c = byte[{carrots.address}], t = byte[{timer.address}].",
        f"Giddy-up (${button:02X} in {pressed.address})! It costs one of the {most} carrots counted in {carrots.address}, makes her run at {fast} ({speed.address}) and winds the clock {timer.address} to {again}. When I don't spur, or can't, the clock ticks down one a frame; a call that finds it at 0 winds it again, slows her to {slow} and gives a carrot back if she hasn't all of them.",
    )


def orders_delivered(draw: Drawer) -> Made:
    wanted, bag = draw.slots(8, 8)
    done = draw.variable(8)
    program = (
        put(done, 0),
        Each(
            (wanted, bag),
            (
                If(
                    check(Here(bag), ">=", Here(wanted)),
                    (put(Here(bag), minus(Here(bag), Here(wanted))), put(Here(wanted), 0), more(done)),
                ),
            ),
        ),
    )
    return program, (
        f"Write a routine that delivers goods: for each of {wanted.length} goods, if the stock ({where(bag)}) is at least what is ordered ({where(wanted)}), subtract the order from the stock and set the order to 0. {done.address} tells how many goods that was true for (an order of 0 counts too).",
        f"How do I fulfill orders that can be filled completely? Stock: {where(bag)}; orders: {where(wanted)}. stock >= order: stock -= order, order = 0, counted in byte {done.address}. Less: both stay. The count starts at 0.",
        f"byte[{done.address}] = 0; for i < {wanted.length}: if s[i] >= o[i]: s[i] -= o[i], o[i] = 0, ++byte[{done.address}]; s: {where(bag)}; o: {where(wanted)}; unsigned.",
        f"Malon's milk round: customer i wants so many bottles of kind i ({wanted.length} bytes from {wanted.address}), and the cart carries so many of each ({bag.address} ff.). She never delivers half an order. Take off what she delivers, cross the order out with 0, and put the number of content customers, those with nothing ordered included, into {done.address}.",
    )


def garden_grows(draw: Drawer) -> Made:
    stages, watered = draw.slots(8, 8)
    most, ripe = draw.rng.randrange(3, 9), draw.variable(8)
    program = (
        put(ripe, 0),
        Each(
            (stages, watered),
            (
                If(
                    Both(check(Here(watered), "!=", 0), check(Here(stages), "<", most)),
                    (put(Here(stages), plus(Here(stages), 1)),),
                ),
                put(Here(watered), 0),
                If(check(Here(stages), ">=", most), (more(ripe),)),
            ),
        ),
    )
    return program, (
        f"Write a routine that lets a garden grow overnight: each of {stages.length} plants that was watered ({where(watered)} not 0) and whose stage ({where(stages)}) is below {most} goes up by one stage. All water marks become 0. {ripe.address} tells how many plants are then at stage {most} or more.",
        f"How do I advance crops by a day? Stages: {where(stages)}; watered: {where(watered)}. watered[i] != 0 and stage[i] < {most}: stage[i] + 1. watered[i] = 0 for all. byte {ripe.address} = number of stages >= {most} afterwards.",
        f"byte[{ripe.address}] = 0; for i < {stages.length}: if w[i] && s[i] < {most}: ++s[i]; w[i] = 0; if s[i] >= {most}: ++byte[{ripe.address}]; s: {where(stages)}; w: {where(watered)}.",
        f"{stages.length} beds of pumpkins. How big they are: bytes from {stages.address}, {most} being ripe. Which ones Link has watered today: bytes from {watered.address}. Tomorrow the watered ones that were not ripe are one size bigger, the earth is dry everywhere (0), and {ripe.address} says how many he can harvest.",
    )


def letters_waiting(draw: Drawer) -> Made:
    sent, read_flags, flag = draw.variable(16), draw.variable(16), draw.variable(8)
    value = draw.one(1, 0x80, 0xFF)
    fresh = Algorithms(draw).own("fresh", 16)
    program = (
        put(fresh, Binary("and", Read(sent), Unary("not", Read(read_flags)))),
        put(flag, Chosen(check(fresh, "!=", 0), Number(value), Number(0))),
    )
    return program, (
        f"Write a routine that raises the flag of a mailbox: letters sent are the bits of the word {sent.address}, letters read those of the word {read_flags.address}. {flag.address} becomes ${value:02X} if some letter was sent but not read, else 0.",
        f"How do I tell whether there is unread mail? (word {sent.address} & ~word {read_flags.address}) != 0: byte {flag.address} = ${value:02X}; else 0.",
        f"byte[{flag.address}] = (word[{sent.address}] & ~word[{read_flags.address}]) ? ${value:02X} : 0.",
        f"The postbox in front of Link's house wiggles ({flag.address} = ${value:02X}) while any of sixteen letters is in it: its bit is on in {sent.address} and still off in {read_flags.address}, 16 bits each. With nothing new inside it is 0.",
    )


def town_reputation(draw: Drawer) -> Made:
    reputation, deed, prices = draw.variable(8), draw.variable(8, below=draw.one(4, 5)), draw.variable(8)
    assert deed.below
    gains = draw.rng.sample((1, 2, 3, 5, 8, 10), deed.below)
    table = Table("GainTable", "gain", tuple(gains))
    cheap, dear, line = draw.rng.randrange(60, 95), draw.rng.randrange(105, 150), draw.rng.randrange(40, 200)
    program = (
        put(reputation, Saturating("add", Read(reputation), Read(at(table, deed)), 255)),
        put(prices, Chosen(check(reputation, ">=", line), Number(cheap), Number(dear))),
    )
    shown = ", ".join(map(str, gains))
    return program, (
        f"Write a routine that makes a town grateful: deed {deed.address} (0 to {deed.below - 1}) adds {shown} to the reputation {reputation.address}, which stops at 255. Prices {prices.address} are then {cheap} per cent if the reputation is {line} or more, else {dear}.",
        f"How do I tie shop prices to good deeds? reputation byte {reputation.address} = min(reputation + [{shown}][byte {deed.address}], 255), deed < {deed.below}. byte {prices.address} = reputation >= {line} ? {cheap} : {dear}.",
        f"r = min(r + [{shown}][byte[{deed.address}]], 255); byte[{prices.address}] = r >= {line} ? {cheap} : {dear}; r = byte[{reputation.address}]; index < {deed.below}.",
        f"Saved a cat, mended a roof ...: {deed.below} kinds of favors, worth {shown}. Link did number {deed.address}. The villagers add it up in {reputation.address} (they can't count beyond 255), and to someone with {line} or more they sell at {cheap} %, to others at {dear} %; write the percentage to {prices.address}.",
    )


RECIPES = (
    follower_keeps_up,
    night_at_the_inn,
    bank_deposit,
    gossip_spreads,
    house_owner_home,
    horse_stamina,
    orders_delivered,
    garden_grows,
    letters_waiting,
    town_reputation,
)
