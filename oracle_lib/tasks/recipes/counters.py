"""Money, health, ammunition and other things that are counted, with their limits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Between,
    Binary,
    Bits,
    Chosen,
    Compared,
    If,
    Number,
    Read,
    Report,
    Saturating,
    Scaled,
    Set,
    Shifted,
    Stop,
    Widened,
)
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.recipes import Made, of_recipes

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def pay_price(draw: Drawer) -> Made:
    wallet, price, bought = draw.variable(16), draw.variable(16), draw.variable(8)
    done = draw.rng.randrange(1, 256)
    enough = Compared(">=", Read(wallet), Read(price))
    program = (
        If(
            enough,
            (Set(wallet, Binary("subtract", Read(wallet), Read(price))), Set(bought, Number(done))),
            (Set(bought, Number(0)),),
        ),
    )
    return program, (
        f"Write a routine that pays: if the wallet (word at {wallet.address}) holds at least the price (word at {price.address}), take the price off and store ${done:02X} in the byte {bought.address}; otherwise leave the wallet alone and store 0 there.",
        f"How do I sell something only to those who can afford it? Money: word {wallet.address}. Price: word {price.address}. Result byte {bought.address}: ${done:02X} when bought, 0 when the money does not suffice.",
        f"if word[{wallet.address}] >= word[{price.address}] {{ word[{wallet.address}] -= word[{price.address}]; byte[{bought.address}] = ${done:02X} }} else byte[{bought.address}] = 0 (unsigned).",
        f"The shopkeeper asks for the amount at {price.address} (16 bits). Deduct it from {wallet.address} (16 bits) if it is there. Whether it worked goes to {bought.address}: {done} for yes, 0 for no.",
        f"purchase: wallet {wallet.address}.w, cost {price.address}.w, ok flag {bought.address}.b (${done:02X} / $00). Exactly enough money is enough.",
    )


def gain_capped(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    held, gain = draw.variable(width), draw.variable(8)
    most = draw.one(99, 50, 30, 200) if width == 8 else draw.one(999, 9999, 500, 12345)
    amount = Read(gain) if width == 8 else Widened(Read(gain))
    kind = "byte" if width == 8 else "word"
    return (Set(held, Saturating("add", Read(held), amount, most)),), (
        f"Write a routine that gives the player as many as the byte {gain.address} says: add it to the {kind} {held.address}, which never gets above {most}.",
        f"How do I add a reward (byte {gain.address}) to a counter ({kind} at {held.address}) with a maximum of {most}?",
        f"{kind}[{held.address}] = min({kind}[{held.address}] + byte[{gain.address}], {most}), without overflow.",
        f"Picking up a bundle adds its size, the byte at {gain.address}, to my {held.meaning} ({kind}, {held.address}). {most} is full: whatever is too much is lost, and a counter above {most} becomes {most}.",
        f"{held.address} ({width} bits) += {gain.address} (8 bits), ceiling ${most:02X}.",
    )


def lose_floored(draw: Drawer) -> Made:
    width = draw.one(8, 16)
    held, loss = draw.variable(width), draw.rng.randrange(1, 60)
    floor = draw.one(0, 0, draw.rng.randrange(1, 20))
    kind = "byte" if width == 8 else "word"
    stop = "0" if not floor else f"{floor} (also when it is lower already)"
    return (Set(held, Saturating("subtract", Read(held), Number(loss, width), floor)),), (
        f"Write a routine that takes {loss} from the {kind} {held.address} but leaves at least {stop}.",
        f"How do I drain {loss} points from a {width}-bit value at {held.address} without going under {stop}?",
        f"{kind}[{held.address}] = max({kind}[{held.address}] - {loss}, {floor}); the difference must not wrap.",
        f"The poison swamp costs {loss} of the {held.meaning} at {held.address} ({kind}) on each call, down to {stop}.",
    )


def refill_to_full(draw: Drawer) -> Made:
    held, full = draw.variable(8), draw.variable(8)
    return (Set(held, Read(full)),), (
        f"Write a routine that refills {held.address} completely: its maximum is the byte at {full.address}.",
        f"How do I top a meter up at once? Current value {held.address}, maximum {full.address}, bytes.",
        f"byte[{held.address}] = byte[{full.address}].",
        f"A fairy restores everything: the {held.meaning} at {held.address} becomes what {full.address} says.",
    )


def heal_half(draw: Drawer) -> Made:
    held, full = draw.variable(8), draw.variable(8)
    below = Compared("<", Read(held), Read(full))
    return (If(below, (Set(held, Binary("average", Read(held), Read(full))),)),), (
        f"Write a routine that brings {held.address} half the way up to its maximum at {full.address}: if it is below it, it becomes the mean of both, rounded down (bytes). A value that is not below stays.",
        f"How do I heal half of what is missing? Current byte {held.address}, maximum byte {full.address}; new value (current + maximum) / 2 without remainder, if current < maximum. The sum can have nine bits.",
        f"if byte[{held.address}] < byte[{full.address}]: byte[{held.address}] = (byte[{held.address}] + byte[{full.address}]) >> 1, on 9 bits.",
        f"The potion closes half of the gap between {held.address} and the maximum {full.address}; round down, and never lower what is full or beyond.",
    )


def regenerate(draw: Drawer) -> Made:
    held, full = draw.variable(8), draw.variable(8)
    below = Compared("<", Read(held), Read(full))
    return (If(below, (Set(held, Binary("add", Read(held), Number(1))),)),), (
        f"Write a routine that regenerates one point: raise {held.address} by 1 as long as it is below the maximum at {full.address}.",
        f"How do I let a meter recover by one a call? Current byte {held.address}, maximum byte {full.address}; do not pass it.",
        f"if byte[{held.address}] < byte[{full.address}]: ++byte[{held.address}].",
        f"My {held.meaning} ({held.address}) grows back slowly: one unit each time, until it equals {full.address}. If it is equal or higher, nothing happens.",
    )


def is_in_stock(draw: Drawer) -> Made:
    held, need = draw.variable(8), draw.rng.randrange(2, 90)
    if draw.maybe(0.5):
        return (Report(Compared(">=", Read(held), Number(need))),), (
            f"Write a routine that says whether at least {need} are in stock: carry set if the byte {held.address} is {need} or more, else clear.",
            f"How do I check for {need} or more of an item? Count byte {held.address}, answer in the carry (set = enough).",
            f"carry = byte[{held.address}] >= {need}.",
            f"The door wants {need} of my {held.meaning} ({held.address}). Return with carry set if I have them, clear if not.",
        )
    high = need + draw.rng.randrange(3, 60)
    return (Report(Between(Read(held), need, high)),), (
        f"Write a routine that tells by the carry whether the byte {held.address} lies from {need} to {high}, both included.",
        f"How do I test for a range? Value {held.address}, one byte; carry set when {need} <= value <= {high}, clear otherwise.",
        f"carry = {need} <= byte[{held.address}] <= {high}.",
        f"My trigger works while the {held.meaning} at {held.address} is neither under {need} nor over {high}: give me carry set then, clear else.",
    )


def double_or_nothing(draw: Drawer) -> Made:
    coin, stake = draw.variable(8), draw.variable(16)
    bit = draw.rng.randrange(8)
    won = Bits(Read(coin), 1 << bit, "any")
    program = (Set(stake, Chosen(won, Shifted(Read(stake), "left", 1), Number(0, 16))),)
    return program, (
        f"Write a routine for double or nothing: if bit {bit} of {coin.address} is set, the stake (word {stake.address}) doubles (16 bits), else it is lost and becomes 0.",
        f"How do I settle a bet? Coin: bit {bit} of byte {coin.address}; stake: word {stake.address}. Set: stake * 2, the 17th bit dropped; clear: stake = 0.",
        f"word[{stake.address}] = byte[{coin.address}] & ${1 << bit:02X} ? word[{stake.address}] << 1 : 0.",
        f"Gambling hall: mask ${1 << bit:02X} of the random byte {coin.address} decides. Lucky: {stake.address} (16 bits) times two; unlucky: zero.",
    )


def interest(draw: Drawer) -> Made:
    bank, shift = draw.variable(16), draw.rng.randrange(2, 7)
    grown = Binary("add", Read(bank), Shifted(Read(bank), "right", shift))
    return (Set(bank, grown),), (
        f"Write a routine that pays interest: add 1/{1 << shift} of the word {bank.address} (rounded down) to it, 16 bits.",
        f"How do I let a 16-bit balance at {bank.address} grow by one {1 << shift}th of itself (integer part)? It may wrap at $10000.",
        f"word[{bank.address}] += word[{bank.address}] >> {shift}.",
        f"The bank at {bank.address} (word) adds balance / {1 << shift}, without the fraction, modulo 65536.",
    )


def dozens(draw: Drawer) -> Made:
    packs, total, size = draw.variable(8), draw.variable(16), draw.one(3, 5, 6, 10, 12, 20, 24)
    return (Set(total, Scaled(Widened(Read(packs)), size)),), (
        f"Write a routine that turns packs into pieces: the byte {packs.address} counts packs of {size}; store the number of pieces as a word at {total.address}.",
        f"How do I multiply a byte ({packs.address}) by {size} into a 16-bit result at {total.address}?",
        f"word[{total.address}] = {size} * byte[{packs.address}].",
        f"Arrows come in quivers of {size}. {packs.address} holds the quivers (byte); {total.address} (word) shall hold the arrows.",
    )


def one_for_another(draw: Drawer) -> Made:
    many, one = draw.variable(8), draw.variable(8)
    rate = draw.rng.randrange(2, 20)
    enough = Compared("<", Read(many), Number(rate))
    program = (
        If(enough, (Stop(),)),
        Set(many, Binary("subtract", Read(many), Number(rate))),
        Set(one, Binary("add", Read(one), Number(1))),
    )
    return program, (
        f"Write a routine that trades {rate} of {many.address} for 1 of {one.address} (bytes), once, if there are {rate}.",
        f"How do I exchange {rate} shards (byte {many.address}) for one gem (byte {one.address})? With fewer than {rate}, nothing changes.",
        f"if byte[{many.address}] >= {rate}: byte[{many.address}] -= {rate}, byte[{one.address}] += 1.",
        f"A full set of {rate} pieces at {many.address} becomes one whole at {one.address}. Do it for one set per call; an incomplete set stays.",
    )


RECIPES = (
    pay_price,
    gain_capped,
    lose_floored,
    refill_to_full,
    heal_half,
    regenerate,
    is_in_stock,
    double_or_nothing,
    interest,
    dozens,
    one_for_another,
)
