"""Board, dice, card and strategy games: rents, seeds, dice, hands, queues, villages, towers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.program import (
    Binary,
    Both,
    Each,
    Either,
    Fill,
    Half,
    Here,
    If,
    Index,
    Number,
    Read,
    Saturating,
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
    either,
    joined,
    less,
    less_down_to,
    listed,
    masked,
    minus,
    more,
    plus,
    put,
    value,
    when,
    where,
)

SUBJECT = "game state"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def rent_is_paid(draw: Drawer) -> Made:
    owners = draw.array(8, 16)
    purses = draw.array(16, 4)
    field, player, paid = draw.variable(8, below=16), draw.variable(8, below=4), draw.variable(16)
    rents = Table("RentTable", "price", tuple(draw.rng.randrange(5, 200) for _ in range(16)))
    own = Algorithms(draw).own
    owner = own("owner")
    program = (
        put(paid, 0),
        put(owner, at(owners, field)),
        when(Either(check(owner, ">=", 4), check(owner, "==", player)), Stop()),
        put(paid, Binary("min", Widened(Read(at(rents, field))), Read(at(purses, player)))),
        put(at(purses, player), minus(at(purses, player), paid)),
        put(at(purses, masked(owner, 3)), plus(at(purses, masked(owner, 3)), paid)),
    )
    return program, (
        f"Player {player.address} (0 to 3) lands on field {field.address} (0 to 15). Its owner is byte field from {owners.address} (4 and above: nobody). If another player owns it, the rent {listed(rents)} by field is paid from his purse to the owner's (4 words at {purses.address}), or all he has if that is less. Amount paid to the word {paid.address}, else 0.",
        f"o = own[f]; r = o < 4 and o != p ? min(R[f], m[p]) : 0; m[p] -= r, m[o] += r; word[{paid.address}] = r. f {field.address} < 16, p {player.address} < 4, own {owners.address}, m words {purses.address}, R = {listed(rents)}.",
        f"How do I collect rent in my board game? Field {field.address} and player {player.address} are valid. {owners.address} + field says whose it is: 0-3, or more for the bank's. On one's own or a free field nothing is due. Rents: {', '.join(map(str, rents.values))}. Money: {purses.address} + 2 * player, 16 bits, unsigned; a poor tenant pays what he has. Show {paid.address} (word) as the sum that changed hands.",
        f"rent: field [{field.address}], payer [{player.address}], owners {owners.address}[16] (>= 4 none), purses {purses.address}[4] words, rents {listed(rents)}; pays min(rent, purse) to a foreign owner; amount -> {paid.address}.",
    )


def seeds_sown(draw: Drawer) -> Made:
    length = draw.one(8, 16)
    pits = draw.array(8, length)
    pit, last = draw.variable(8, below=length), draw.variable(8)
    own = Algorithms(draw).own
    left, place = own("left"), own("place")
    program = (
        put(left, masked(at(pits, pit), 15)),
        put(at(pits, pit), masked(at(pits, pit), 0xF0)),
        put(place, pit),
        While(
            check(left, "!=", 0),
            (
                put(place, masked(plus(place, 1), length - 1)),
                more(at(pits, place)),
                less(left),
            ),
        ),
        put(last, place),
    )
    return program, (
        f"Mancala: take the seeds (low nibble) out of pit {pit.address} (0 to {length - 1}) of the {where(pits)}, its high nibble stays, and put one into each following pit (byte + 1), around the end and also into the emptied pit when its turn comes, until none are left. Number of the last pit to {last.address} (the same pit if it was empty).",
        f"n = p[i] & 15, p[i] &= $F0; repeat n: i = (i + 1) & {length - 1}, ++p[i]; byte[{last.address}] = i. p {pits.address}, i = byte[{pit.address}] < {length}.",
        f"How do I sow in a kalaha game? {length} houses in a ring from {pits.address}; bits 0-3 of each hold its seeds. The chosen house {pit.address} is emptied (only those bits) and its seeds go one by one into the next houses by adding 1 to their bytes. I need to know where the last one fell: {last.address}.",
        f"sow low-nibble seeds of pit [{pit.address}] around {pits.address}[{length}]; final index -> {last.address}.",
    )


def blot_is_hit(draw: Drawer) -> Made:
    mine, other = draw.array(8, 16), draw.array(8, 16)
    start, dice, bar, done = draw.variable(8, below=8), draw.variable(8, below=7), draw.variable(8), draw.variable(8)
    target = Algorithms(draw).own("target")
    program = (
        put(done, 0),
        put(target, plus(start, dice)),
        when(Either(check(at(mine, start), "==", 0), check(at(other, target), ">", 1)), Stop()),
        when(check(at(other, target), "==", 1), put(at(other, target), 0), more(bar)),
        less(at(mine, start)),
        more(at(mine, target)),
        put(done, 1),
    )
    return program, (
        f"Backgammon move from point {start.address} (0 to 7) by {dice.address} (0 to 6): my checkers are counted in the 16 bytes at {mine.address}, the opponent's at {other.address}. Not allowed if I have none there or if he has two or more on the target: {done.address} = 0. A single one of his is taken off and counted on the bar {bar.address}. Then my checker moves, {done.address} = 1.",
        f"t = s + d; ok = m[s] and o[t] <= 1; if ok: o[t] == 1 -> o[t] = 0, ++bar; --m[s], ++m[t]. s {start.address} < 8, d {dice.address} < 7, m {mine.address}, o {other.address}, bar {bar.address}, ok {done.address}.",
        f"How do I check and carry out a backgammon move? Points 0-15, own men {mine.address} + point, enemy men {other.address} + point. From point {start.address} (below 8), eyes {dice.address} (at most 6), going up. Need: a man of mine at the start and at most one enemy at the goal. A lone enemy goes to the bar (count {bar.address} + 1, point emptied). Answer {done.address}: 1 moved, 0 illegal and unchanged.",
        f"bg move [{start.address}]+[{dice.address}]: own {mine.address}, opp {other.address}; blocked by 2+ or no own man -> {done.address}=0; hit a single -> bar {bar.address}+1; moved -> 1.",
    )


def dice_make_full_house(draw: Drawer) -> Made:
    dice, counts, points = draw.array(8, 5), draw.array(8, 8), draw.variable(8)
    own = Algorithms(draw).own
    worth = draw.one(25, 28, 30)
    pairs, threes = own("pairs"), own("threes")
    total = draw.variable(8)
    program = (
        Fill(counts, value(0)),
        put(total, 0),
        Each((dice,), (more(at(counts, masked(Here(dice), 7))), more(total, masked(Here(dice), 7)))),
        put(pairs, 0),
        put(threes, 0),
        Each(
            (counts,),
            (
                when(check(Here(counts), "==", 2), more(pairs)),
                when(check(Here(counts), "==", 3), more(threes)),
            ),
        ),
        put(points, 0),
        when(Both(check(pairs, "==", 1), check(threes, "==", 1)), put(points, worth)),
    )
    return program, (
        f"Score 'full house' with 5 dice (low three bits of the bytes from {dice.address}): count each value 0 to 7 in the 8 bytes at {counts.address}, add the dice up in {total.address}, and {points.address} = {worth} if one value occurs exactly three times and another exactly twice, else 0.",
        f"c[v] = #(d & 7 == v), v = 0..7 -> {counts.address}; byte[{total.address}] = sum(d & 7); byte[{points.address}] = 2 in c and 3 in c ? {worth} : 0. d 5 bytes {dice.address}.",
        f"How do I recognise a full house in Yahtzee? Five dice {dice.address}, value in bits 0-2 (all eight values are possible in my game). Tally table of 8 at {counts.address}, rebuilt; pip total {total.address}; score {points.address}: {worth} for three of one value plus two of another, otherwise 0. Five equal ones are no full house.",
        f"yahtzee full house: dice {dice.address}[5] & 7 -> counts {counts.address}[8], sum {total.address}, {worth}/0 -> {points.address}.",
    )


def snakes_and_ladders(draw: Drawer) -> Made:
    place, dice, slid = draw.variable(8, below=64), draw.variable(8, below=7), draw.variable(8)
    rng = draw.rng
    starts = rng.sample(range(3, 62), 6)
    ends = [rng.choice([one for one in range(64) if one not in starts]) for _ in starts]
    froms = Table("JumpFromTable", "place", tuple(starts))
    tos = Table("JumpToTable", "place", tuple(ends))
    index = Algorithms(draw).own("index")
    program = (
        put(slid, 0),
        put(place, Binary("min", plus(place, dice), Number(63))),
        put(index, 0),
        While(
            check(index, "<", 6),
            (
                when(
                    check(at(froms, Binary("min", Read(index), Number(5))), "==", place),
                    put(slid, either(check(at(tos, Binary("min", Read(index), Number(5))), ">", place), 1, 2)),
                    put(place, at(tos, Binary("min", Read(index), Number(5)))),
                    Stop(),
                ),
                more(index),
            ),
        ),
    )
    told = ", ".join(f"{a} to {b}" for a, b in zip(starts, ends, strict=True))
    return program, (
        f"Snakes and ladders: go on from field {place.address} (0 to 63) by {dice.address} (0 to 6), at most to 63. These fields then lead elsewhere, once: {told}. {slid.address} = 1 for a way up, 2 for a way down, 0 for none.",
        f"p = min(p + d, 63); if p in J: q = J[p], r = q > p ? 1 : 2, p = q; else r = 0. J: {told}. p {place.address} < 64, d {dice.address} < 7, r {slid.address}.",
        f"How do I move a marble over a board with shortcuts? Field byte {place.address} (valid), dice {dice.address} up to 6; beyond 63 it stops at 63. Shortcuts: {told} (only one per throw). Tell the animation in {slid.address}: ladder 1, snake 2, plain 0.",
        f"S&L: [{place.address}] += [{dice.address}] (cap 63); jumps {told}; kind -> {slid.address} (0 none, 1 up, 2 down).",
    )


def attack_dice_compared(draw: Drawer) -> Made:
    attack, defend = draw.array(8, 3), draw.array(8, 2)
    army, wall = draw.variable(8), draw.variable(8)
    own = Algorithms(draw).own
    high, low, first, second = own("high"), own("low"), own("first"), own("second")
    a, b, c = (Read(at(attack, n)) for n in range(3))
    d, e = (Read(at(defend, n)) for n in range(2))
    program = (
        put(high, Binary("max", Binary("max", a, b), c)),
        put(low, Binary("max", Binary("min", a, b), Binary("min", Binary("max", a, b), c))),
        put(first, Binary("max", d, e)),
        put(second, Binary("min", d, e)),
        If(check(high, ">", first), (less_down_to(wall, 0, 1),), (less_down_to(army, 0, 1),)),
        If(check(low, ">", second), (less_down_to(wall, 0, 1),), (less_down_to(army, 0, 1),)),
    )
    return program, (
        f"Risk: three attacking dice (bytes from {attack.address}), two defending ones (from {defend.address}). The attacker's highest meets the defender's highest, the attacker's second highest the defender's lower one. Each time the side with the lower die loses a unit, the attacker if they are equal (attacker's units {army.address}, defender's {wall.address}; not below 0).",
        f"A = sorted(a, reverse), D = sorted(d, reverse); for k = 0, 1: A[k] > D[k] ? def = max(def - 1, 0) : att = max(att - 1, 0). a 3 bytes {attack.address}, d 2 bytes {defend.address}, att {army.address}, def {wall.address}, unsigned.",
        f"How do I settle a battle with dice as in Risk? Attacker's dice {attack.address}, +1, +2; defender's {defend.address}, +1. Compare best with best and second best with second best. A tie is the defender's. Who loses a comparison loses one army: attacker's count {army.address}, defender's {wall.address}; zero stays zero.",
        f"risk 3v2: dice {attack.address}[3] vs {defend.address}[2], ties to the defender; losses off {army.address} (att) / {wall.address} (def), floor 0.",
    )


def card_is_played(draw: Drawer) -> Made:
    hand, costs = draw.array(8, 8), draw.array(8, 8)
    chosen, mana, table, count = (
        draw.variable(8, below=8),
        draw.variable(8),
        draw.array(8, 8),
        draw.variable(8, below=9),
    )
    played = draw.variable(8)
    program = (
        put(played, 0),
        when(
            Either(check(at(costs, chosen), ">", mana), check(count, ">=", 8)),
            Stop(),
        ),
        less(mana, at(costs, chosen)),
        put(at(table, masked(count, 7)), at(hand, chosen)),
        put(at(hand, chosen), 0xFF),
        more(count),
        put(played, 1),
    )
    return program, (
        f"Play card {chosen.address} (0 to 7) of a hand: cards from {hand.address}, their costs from {costs.address}. It needs mana {mana.address} of at least its cost and room on the table ({count.address} cards of 8, from {table.address}). Then pay, put the card at the end of the table, leave $FF in the hand, count it, {played.address} = 1. Otherwise {played.address} = 0 and nothing changes.",
        f"ok = c[i] <= m and n < 8; if ok: m -= c[i], t[n++] = h[i], h[i] = $FF. i {chosen.address} < 8, c {costs.address}, m {mana.address}, n {count.address} <= 8, t {table.address}, h {hand.address}, ok {played.address}.",
        f"How do I code playing a minion? Hand slot {chosen.address}, valid; card id {hand.address} + slot, price {costs.address} + slot. Crystals {mana.address}. Board: list of 8 at {table.address}, {count.address} used (never more than 8). Affordable and room left: crystals go down, id is appended to the board, hand slot becomes $FF, {played.address} 1. Else {played.address} 0.",
        f"play hand[{chosen.address}] (ids {hand.address}, costs {costs.address}) if mana {mana.address} suffices and board {table.address} has room ({count.address} of 8); success {played.address}; hand slot -> $FF.",
    )


def build_queue_works(draw: Drawer) -> Made:
    queue, needs = draw.array(8, 4), draw.array(8, 4)
    workers, built = draw.variable(8, below=32), draw.variable(8)
    own = Algorithms(draw).own
    place = own("place")
    program = (
        put(built, 0xFF),
        when(check(at(needs, 0), ">", workers), put(at(needs, 0), minus(at(needs, 0), workers)), Stop()),
        put(built, at(queue, 0)),
        put(place, 0),
        While(
            check(place, "<", 3),
            (
                put(at(queue, place), at(queue, plus(place, 1))),
                put(at(needs, place), at(needs, plus(place, 1))),
                more(place),
            ),
        ),
        put(at(queue, 3), 0xFF),
        put(at(needs, 3), 0xFF),
    )
    return program, (
        f"A city's build queue of 4: kinds from {queue.address}, work still needed from {needs.address} (bytes). {workers.address} (below 32) work is done on the first; if it needed more, that's all and {built.address} = $FF. Otherwise it is finished: its kind to {built.address}, the rest moves up by one and the last place becomes kind $FF, work $FF.",
        f"n[0] > w ? (n[0] -= w, b = $FF) : (b = q[0], q and n shift down by 1, q[3] = n[3] = $FF). q {queue.address}, n {needs.address}, w {workers.address} < 32, b {built.address}.",
        f"How do I advance production in my 4X game? Orders {queue.address}..+3, points missing {needs.address}..+3. This turn's points: {workers.address}, at most 31, all for the front order; surplus is lost. Done when they cover what's missing: report its kind in {built.address} and close ranks, the free end gets $FF in both lists. Not done: {built.address} = $FF.",
        f"build queue tick: front needs {needs.address}[0] -= [{workers.address}]; done -> kind -> {built.address}, shift {queue.address}/{needs.address} (4 each, fill $FF); not done -> $FF.",
    )


def people_eat_and_grow(draw: Drawer) -> Made:
    people, food, starved = draw.variable(8), draw.variable(16), draw.variable(8)
    shift = draw.one(2, 3, 4)
    own = Algorithms(draw).own
    eaten = own("eaten", 16)
    program = (
        put(starved, 0),
        put(eaten, Widened(Read(people))),
        If(
            check(food, ">=", eaten),
            (
                less(food, eaten),
                put(people, Saturating("add", Read(people), Shifted(Read(people), "right", shift), 250)),
            ),
            (put(starved, minus(people, Half(Read(food), False))), put(people, Half(Read(food), False)), put(food, 0)),
        ),
    )
    return program, (
        f"A year in the village: each of {people.address} people eats one unit of {food.address} (word). If there is enough, the people grow by 1/{1 << shift} of their number (rounded down), to at most 250. If not, only as many survive as there was food, the others are counted in {starved.address}, and the food is 0. {starved.address} = 0 in a good year.",
        f"p <= f ? (f -= p, p = min(p + (p >> {shift}), 250), s = 0) : (s = p - f, p = f, f = 0). p {people.address}, f word {food.address}, s {starved.address}.",
        f"How do I simulate a population with a granary? Head count byte {people.address}, grain {food.address} (16 bits), one grain per head. Enough: the rest is kept, and a {1 << shift}th more people are born (floor; maximum 250, which also holds for more than that). Too little: everybody without grain dies, granary empty. Dead of this year -> {starved.address}.",
        f"village turn: pop {people.address}, grain word {food.address}; fed -> grain -= pop, pop += pop/{1 << shift} (cap 250); famine -> pop = grain, grain 0, deaths {starved.address} (else 0).",
    )


def tower_aims_at_leader(draw: Drawer) -> Made:
    places, walked = draw.slots(16, 8)
    tower, target = draw.variable(16), draw.variable(8)
    reach = draw.rng.randrange(32, 100)
    own = Algorithms(draw).own
    best = own("best")
    program = (
        put(target, 0xFF),
        put(best, 0),
        Each(
            (places, walked),
            (
                when(
                    Both(
                        check(Binary("distance", Read(Here(places)), Read(tower)), "<=", reach),
                        check(Here(walked), ">", best),
                    ),
                    put(best, Here(walked)),
                    put(target, Index()),
                ),
            ),
        ),
    )
    return program, (
        f"Tower defence: of {places.length} creeps (x words from {places.address}, way walked in bytes from {walked.address}, 0 = not on the map) within {reach} px of the tower's x {tower.address} choose the one that has walked farthest (first of equals). Index to {target.address}, $FF if there is none.",
        f"byte[{target.address}] = first argmax walked[i] over |x[i] - t| <= {reach}, walked[i] > 0; none: $FF. x words {places.address}, walked {walked.address}, n = {places.length}, t word {tower.address}.",
        f"How do I let a cannon shoot at the creep closest to the exit? Creep i: position word {places.address} + 2i, progress byte {walked.address} + i (zero: dead or not yet there), {places.length} of them. Range: at most {reach} pixels from {tower.address} (word, x only). Greatest progress wins, the lower i on a tie -> {target.address}; nobody in range $FF.",
        f"target = in range (|{places.address}[i] - {tower.address}| <= {reach}) with max progress {walked.address}[i] > 0, -> {target.address} / $FF ({places.length} creeps).",
    )


def terrain_costs_move(draw: Drawer) -> Made:
    ground = draw.array(8, 16)
    place, step, points, moved = (
        draw.variable(8, below=16),
        draw.variable(8, below=2),
        draw.variable(8),
        draw.variable(8),
    )
    costs = Table("MoveCostTable", "cost", tuple(draw.rng.sample(range(1, 12), 4)))
    own = Algorithms(draw).own
    target, cost = own("target"), own("cost")
    program = (
        put(moved, 0),
        put(target, masked(either(check(step, "==", 1), plus(place, 1), minus(place, 1)), 15)),
        put(cost, at(costs, masked(at(ground, target), 3))),
        when(check(points, ">=", cost), less(points, cost), put(place, target), put(moved, 1)),
    )
    return program, (
        f"A unit on cell {place.address} of 16 (a ring) wants to go one cell up ({step.address} = 1) or down (0). The target's terrain (low two bits of its byte from {ground.address}) costs {', '.join(map(str, costs.values))} movement points. If {points.address} has that many, pay and move, {moved.address} = 1; else {moved.address} = 0.",
        f"t = (p + (s ? 1 : -1)) & 15; k = ({', '.join(map(str, costs.values))})[g[t] & 3]; ok = m >= k; if ok: m -= k, p = t. p {place.address} < 16, s {step.address} < 2, g {ground.address}, m {points.address}, ok {moved.address}.",
        f"How do I charge movement by terrain in a tactics game? Map of 16 tiles at {ground.address}, terrain kind in bits 0-1 with the costs {listed(costs)}; beyond 15 comes 0 and the other way round. Unit at {place.address} (valid), direction {step.address}: 1 forwards, 0 backwards; points left {points.address}. It enters the next tile only if it can pay in full. Answer {moved.address}: 1/0.",
        f"tactics step on {ground.address}[16]: pos [{place.address}], dir [{step.address}] 1/0, cost {listed(costs)}[tile & 3] from {points.address}; moved -> {moved.address}.",
    )


def relations_change(draw: Drawer) -> Made:
    views = draw.array(8, 16)
    one, other, by = draw.variable(8, below=4), draw.variable(8, below=4), draw.variable(8)
    war = draw.variable(8)
    limit = draw.rng.randrange(20, 60)
    own = Algorithms(draw).own
    first, second = own("first"), own("second")
    program = (
        put(war, 0),
        when(check(one, "==", other), Stop()),
        put(first, joined(Shifted(Read(one), "left", 2), other)),
        put(second, joined(Shifted(Read(other), "left", 2), one)),
        put(at(views, first), Saturating("subtract", Read(at(views, first)), Read(by), 0)),
        put(at(views, second), at(views, first)),
        when(check(at(views, first), "<", limit), put(war, 1)),
    )
    return program, (
        f"Diplomacy of 4 nations: the opinion of a about b is byte 4 * a + b from {views.address}. Nation {one.address} is insulted by {other.address} (0 to 3): its opinion of that one falls by {by.address}, not below 0, and the other's opinion of it becomes the same. Below {limit} there is war: {war.address} = 1, else 0. A nation and itself: only {war.address} = 0.",
        f"w = 0; if a != b: v[4a + b] = max(v[4a + b] - d, 0), v[4b + a] = v[4a + b], w = v < {limit}. a {one.address}, b {other.address} (< 4), d {by.address}, v {views.address}, w {war.address}.",
        f"How do I keep a symmetric table of relations? 4 x 4 bytes, row by row, at {views.address}. Row {one.address}, column {other.address}, both valid: subtract {by.address} (stop at 0) and copy the result to the mirrored cell (column, row). War flag {war.address} is 1 if the result is less than {limit}, otherwise 0. For a diagonal cell leave the table and write 0.",
        f"relation matrix {views.address}[4][4]: cell [{one.address}][{other.address}] -= [{by.address}] (floor 0), mirrored; < {limit} -> {war.address}=1 else 0; diagonal untouched.",
    )


RECIPES = (
    rent_is_paid,
    seeds_sown,
    blot_is_hit,
    dice_make_full_house,
    snakes_and_ladders,
    attack_dice_compared,
    card_is_played,
    build_queue_works,
    people_eat_and_grow,
    tower_aims_at_leader,
    terrain_costs_move,
    relations_change,
)
