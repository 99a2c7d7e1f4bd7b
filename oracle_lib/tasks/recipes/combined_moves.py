"""One event of a game that changes several things at once, each in its own manner: amounts, flags, fields and positions."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Bits,
    Both,
    Each,
    Here,
    If,
    Number,
    Read,
    Saturating,
    Shifted,
    Widened,
)
from oracle_lib.tasks.program.algorithms import Algorithms
from oracle_lib.tasks.program.drawing import Drawer
from oracle_lib.tasks.program.packed import (
    addresses,
    changed,
    ladder,
    raised,
)
from oracle_lib.tasks.program.recipes import Made, of_recipes
from oracle_lib.tasks.program.shorthand import (
    check,
    either,
    joined,
    less,
    masked,
    minus,
    more,
    plus,
    put,
    when,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def teleport_with_cost(draw: Drawer) -> Made:
    x, y, magic, state = draw.variable(16), draw.variable(16), draw.variable(8), draw.variable(8)
    a, b, m, s = addresses(x, y, magic, state)
    reach, cost = draw.one(0x20, 0x40, 0x60), draw.rng.randrange(10, 90)
    upward = draw.rng.randrange(4, 24)
    left = Bits(Read(state), 0x40, "any")
    program = (
        If(
            check(magic, "<", cost),
            (raised(state, 0),),
            (
                less(magic, cost),
                If(left, (less(x, reach),), (more(x, reach),)),
                less(y, upward),
                put(state, joined(masked(state, 0xFE), 0x80)),
            ),
        ),
    )
    return program, (
        f"Write a routine for a short teleport that costs {cost} magic ({m}). With less, only bit 0 of {s} is set. Otherwise the magic falls by {cost}; the x word {a} falls by {reach} if bit 6 of {s} is set (facing left), else it rises by {reach}; the y word {b} falls by {upward}; bit 7 of {s} is set and bit 0 cleared.",
        f"blink: {m} < {cost} -> set bit 0 of {s}. Else {m} -= {cost}; x {a} +/- {reach} (minus if {s} bit 6); y {b} -= {upward}; {s}: bit 7 on, bit 0 off.",
        f"byte[{m}] < {cost} ? byte[{s}] |= 1 : (byte[{m}] -= {cost}, word[{a}] += byte[{s}] & $40 ? -{reach} : {reach}, word[{b}] -= {upward}, byte[{s}] = (byte[{s}] & $FE) | $80).",
        f"The wizard vanishes and appears {reach} pixels further on, in the direction he faces (bit 6 in {s}: left), and {upward} higher. His place is {a}, {b} (words, y downwards). {cost} points of {m} pay for it, and the top bit of {s} starts the effect and the lowest, the failure mark, goes off. If he can't pay, nothing happens but the failure mark going on.",
    )


def trade_item_for_item(draw: Drawer) -> Made:
    bag, trust, offer = draw.variable(16), draw.variable(8), draw.variable(8, below=32)
    b, t, o = addresses(bag, trust, offer)
    wanted = draw.rng.randrange(4, 28)
    given = draw.rng.randrange(32)
    good, bad = draw.rng.randrange(4, 12), draw.rng.randrange(1, 5)
    answer = draw.variable(8)
    a = answer.address
    program = (
        If(
            check(offer, ">=", wanted),
            (
                changed(bag, 5, 5, Number(given)),
                put(trust, Saturating("add", Read(trust), Number(good), 100)),
                put(answer, 1),
            ),
            (put(trust, Saturating("subtract", Read(trust), Number(bad), 0)), put(answer, 0)),
        ),
    )
    return program, (
        f"Write a routine for a barter. If the offered thing {o} (0-31) is worth enough, i.e. at least {wanted}: bits 5-9 of the bag word {b} become {given} (its other bits stay), the trust {t} rises by {good}, at most to 100, and {a} becomes 1. If not: the trust falls by {bad}, at least to 0, and {a} becomes 0.",
        f"offer {o} (<32) >= {wanted}: {b} bits 5-9 = {given}, {t} = min({t} + {good}, 100), {a} = 1; else {t} = max({t} - {bad}, 0), {a} = 0.",
        f"byte[{o}] >= {wanted} ? (word[{b}] = (word[{b}] & $FC1F) | ${given << 5:04X}, byte[{t}] = min(byte[{t}] + {good}, 100), byte[{a}] = 1) : (byte[{t}] = max(byte[{t}] - {bad}, 0), byte[{a}] = 0); offer below 32.",
        f"Old Mira swaps only for things of number {wanted} or above (they are sorted by worth, {o} is 0 to 31). She gives thing {given}, which goes into the middle pocket of the bag {b}, five bits from bit 5, and trusts you {good} more (no more than 100, {t}). A poor offer is refused and loses {bad} of her trust, if there is as much. {a}: 1 done, 0 refused.",
    )


def lightning_hits_list(draw: Drawer) -> Made:
    states, lives = draw.slots(8, 8)
    struck, shake = draw.variable(8), draw.variable(8)
    s, v, n, k = addresses(states, lives, struck, shake)
    count = states.length
    harm = draw.rng.randrange(4, 40)
    program = (
        put(struck, 0),
        Each(
            (states, lives),
            (
                when(
                    Both(Bits(Read(Here(states)), 0x80, "any"), Bits(Read(Here(states)), 0x10, "none")),
                    If(
                        check(Here(lives), "<=", harm),
                        (put(Here(lives), 0), put(Here(states), masked(Here(states), 0x7F))),
                        (put(Here(lives), minus(Here(lives), harm)), put(Here(states), joined(Here(states), 0x08))),
                    ),
                    more(struck),
                ),
            ),
        ),
        put(shake, Shifted(Read(struck), "left", 2)),
    )
    return program, (
        f"Write a routine for lightning over {count} enemies, state bytes at {s}, lives at {v}. It strikes those with bit 7 set (active) and bit 4 clear (not grounded): a life of {harm} or less becomes 0 and bit 7 is cleared; a greater one falls by {harm} and bit 3 (stunned) is set. {n} becomes the number struck, {k} four times that.",
        f"i < {count}: state {s}[i] bit 7 && !bit 4 -> life {v}[i] <= {harm} ? (life 0, bit 7 off) : (life -= {harm}, bit 3 on), ++{n}. {n} from 0; {k} = {n} * 4.",
        f"for i < {count}: if s[i] & $90 == $80: v[i] <= {harm} ? (v[i] = 0, s[i] &= $7F) : (v[i] -= {harm}, s[i] |= 8); n += 1; byte[{n}] = n; byte[{k}] = 4 * n; s: {s}, v: {v}.",
        f"Thunder! Every one of the {count} enemies that is there (top bit of its state, {s} ...) and doesn't stand on rubber (bit 4) takes {harm}. Lives are in {v} and following. Those it kills have nothing left and aren't there any more; those who live through it are stunned by bit 3. The screen shakes four frames for each who was hit: count to {n}, frames to {k}.",
    )


def wheel_of_seasons(draw: Drawer) -> Made:
    day, season, flags = draw.variable(8, below=28), draw.variable(8, below=4), draw.variable(8)
    d, s, f = addresses(day, season, flags)
    feast = draw.rng.randrange(2, 26)
    program = (
        more(day),
        put(flags, masked(flags, 0xFC)),
        ladder(
            (
                check(day, ">=", 28),
                (put(day, 0), put(season, masked(plus(season, 1), 3)), raised(flags, 0)),
            ),
            (check(day, ">", feast), (raised(flags, 1),)),
        ),
    )
    return program, (
        f"Write a routine that begins a new day: {d} (0-27) rises by 1; bits 0 and 1 of {f} are cleared. If the day is then 28, it becomes 0, the season {s} (0-3) becomes the next one (0 after 3) and bit 0 of {f} is set; otherwise, if the day is above {feast}, bit 1 of {f} is set.",
        f"day {d} (<28) + 1; {f} &= $FC; day == 28 -> day 0, season {s} = (season + 1) & 3, {f} bit 0; else day > {feast} -> {f} bit 1.",
        f"d = byte[{d}] + 1; f = byte[{f}] & $FC; d == 28 ? (d = 0, byte[{s}] = (byte[{s}] + 1) % 4, f |= 1) : d > {feast} ? f |= 2; byte[{d}] = d; byte[{f}] = f; day below 28, season below 4.",
        f"Four seasons of 28 days (both counted from 0, {s} and {d}). At midnight go a day further, over the end of the season if necessary. Two bits of {f} are for the morning news and are renewed each day: the lowest says a season has begun, the next that the feast on day {feast} of this season is over. The other six are kept.",
    )


def refuel_from_three_tanks(draw: Drawer) -> Made:
    need, one, two, used = draw.variable(8, below=100), draw.variable(8), draw.variable(8), draw.variable(8)
    n, a, b, u = addresses(need, one, two, used)
    rest = Algorithms(draw).own("rest")
    program = (
        ladder(
            (check(one, ">=", need), (less(one, need), put(used, 1))),
            (
                check(two, ">=", need),
                (less(two, need), put(used, 2)),
            ),
            (
                check(plus(Widened(Read(one)), Widened(Read(two))), ">=", Widened(Read(need))),
                (put(rest, minus(need, one)), put(one, 0), less(two, rest), put(used, 3)),
            ),
            otherwise=(put(used, 0),),
        ),
    )
    return program, (
        f"Write a routine that takes {n} units (below 100) from two tanks {a} and {b}. If the first has enough, all come from it, {u} = 1; else if the second has enough, all from that, {u} = 2; else if both together have enough, the first is emptied and the rest comes from the second, {u} = 3; else nothing is taken, {u} = 0.",
        f"need {n} (<100), tanks {a}, {b}: a >= n: a -= n, {u} = 1; b >= n: b -= n, {u} = 2; a + b >= n (9 bits): b -= n - a, a = 0, {u} = 3; else {u} = 0.",
        f"n <= A ? (A -= n, u = 1) : n <= B ? (B -= n, u = 2) : n <= A + B ? (B -= n - A, A = 0, u = 3) : u = 0; A = byte[{a}], B = byte[{b}], n = byte[{n}] < 100, u -> byte[{u}].",
        f"Starting the engine needs {n} units of fuel, 99 at the most. It's best when one tank does, the main one ({a}) or, failing that, the reserve ({b}). If neither does but both would, drain the main tank and top up from the reserve. If even that isn't enough leave them alone. {u} says how: 1 main, 2 reserve, 3 both, 0 not at all.",
    )


def shield_then_armor_then_life(draw: Drawer) -> Made:
    blow, shield, armor, life = (
        draw.variable(8),
        draw.variable(8, below=64),
        draw.variable(8, below=32),
        draw.variable(8),
    )
    b, s, a, n = addresses(blow, shield, armor, life)
    rest = Algorithms(draw).own("rest")
    program = (
        put(rest, blow),
        If(
            check(shield, ">=", rest),
            (less(shield, rest), put(rest, 0)),
            (put(rest, minus(rest, shield)), put(shield, 0)),
        ),
        put(rest, Saturating("subtract", Read(rest), Read(armor), 0)),
        put(life, Saturating("subtract", Read(life), Read(rest), 0)),
    )
    dead = draw.variable(8)
    x = dead.address
    statements = (*program, put(dead, either(check(life, "==", 0), 1, 0)))
    return statements, (
        f"Write a routine that applies the blow {b}. First the shield {s} (below 64) takes as much as it has and loses it. What gets through is lessened by the armour {a} (below 32, it keeps its value), at least to 0, and the rest is taken from the life {n}, at least to 0. {x} becomes 1 if the life is 0 afterwards, else 0.",
        f"d = {b}; absorbed by shield {s} (< 64, used up); d -= armour {a} (< 32, floor 0, not used up); life {n} = max({n} - d, 0); {x} = life == 0.",
        f"k = min(d, S); S -= k; d = max(d - k - A, 0); L = max(L - d, 0); byte[{x}] = L == 0; d = byte[{b}], S = byte[{s}] < 64, A = byte[{a}] < 32, L = byte[{n}].",
        f"A blow of {b} has to get through three layers. The magic shield ({s}, up to 63 points) is used up by it point for point. The armour ({a}, up to 31) then stops its own number of points every time and isn't damaged. The remainder hurts: off the life {n}, which ends at 0. Is he dead? 1 or 0 to {x}.",
    )


RECIPES = (
    teleport_with_cost,
    trade_item_for_item,
    lightning_hits_list,
    wheel_of_seasons,
    refuel_from_three_tanks,
    shield_then_armor_then_life,
)
