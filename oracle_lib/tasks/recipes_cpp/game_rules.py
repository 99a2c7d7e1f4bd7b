"""Rules of the game: experience, stacks of items, prices, weaknesses, turn order, progress, loot chances, party sums."""

import random
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "game logic"
INTS = "const std::vector<int>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def experience_curve(rng: random.Random) -> Made:
    base, linear = rng.choice(((10, 5), (8, 12), (20, 0), (3, 7)))
    cap = rng.choice((9999, 65535, 5000))
    wanted = rng.choice(("table", "level", "missing"))
    need = f"std::min({base} * n * n + {linear} * n, {cap})" if linear else f"std::min({base} * n * n, {cap})"
    if wanted == "table":
        signature = "std::vector<int> @f(int levels)"
        body = f"std::vector<int> table;\nfor (int n = 0; n < levels; ++n) table.push_back({need});\nreturn table;"
    elif wanted == "level":
        signature = "int @f(int experience)"
        body = (
            f"int level = 1;\nfor (int n = 1; n < 50; ++n)\n  if (experience >= {need}) level = n + 1;\nreturn level;"
        )
    else:
        signature = "int @f(int level, int experience)"
        body = f"const int n = level;\nreturn std::max(0, {need} - experience);"

    def oracle(first: int, experience: int = 0) -> object:
        costs = [min(cap, n * (base * n + linear)) for n in range(51)]
        if wanted == "table":
            return costs[:first]
        if wanted == "level":
            return sum(1 for one in costs[:50] if one <= first) if first >= 0 else 1
        return max(costs[first] - experience, 0)

    def given(r: random.Random) -> list[int]:
        if wanted == "table":
            return [r.randrange(51)]
        if wanted == "level":
            return [r.choice((0, cap, cap - 1, base + linear, r.randrange(cap), r.randrange(1000)))]
        return [r.randrange(1, 50), r.choice((0, r.randrange(cap), r.randrange(2000)))]

    goal = {
        "table": "the totals needed for the first `levels` levels (at most 50), level 1 first",
        "level": "the level (1 to 50) that a total of `experience` (not negative) gives, the highest whose need is met",
        "missing": "how many points a hero with a total of `experience` lacks for the level after `level` (0 if none; `level` is 1 to 49)",
    }[wanted]
    formula = f"{base} * n * n{f' + {linear} * n' if linear else ''}, at most {cap}, where n is the level minus 1"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function for an experience curve that returns {goal}. The total needed for a level is {formula}.",
            f"need(level) = min({base}n^2{f' + {linear}n' if linear else ''}, {cap}), n = level - 1 -> {goal}",
            f"My RPG hack computes levels by a formula: a level takes {formula}, in total. I want {goal}.",
            f"Level table: {formula} is how many points one needs altogether for a level. Tell me {goal}.",
        ),
    )


def stack_item(rng: random.Random) -> Made:
    slots, most = rng.choice(((4, 99), (6, 9), (8, 20)))
    body = cpp(
        """
        for (size_t i = 0; i + 1 < bag.size() && count > 0; i += 2) {
          if (bag[i] != item || bag[i + 1] >= @most) continue;
          int take = std::min(count, @most - bag[i + 1]);
          bag[i + 1] += take;
          count -= take;
        }
        for (; count > 0 && bag.size() < @limit; count -= bag.back()) {
          bag.push_back(item);
          bag.push_back(std::min(count, @most));
        }
        return count;
        """,
        most=most,
        limit=slots * 2,
    )

    def oracle(bag: list[int], item: int, count: int) -> int:
        for _ in range(count):
            open_ = [i for i in range(0, len(bag), 2) if bag[i] == item and bag[i + 1] < most]
            if open_:
                bag[open_[0] + 1] += 1
            elif len(bag) < 2 * slots:
                bag.extend((item, 1))
            else:
                break
            count -= 1
        return count

    return Made(
        f"int @f({BUFFER} bag, uint8_t item, int count)",
        body,
        oracle,
        lambda r: [
            [
                p
                for _ in range(r.randrange(slots + 1))
                for p in (r.randrange(1, 4), r.choice((1, most, most - 1, r.randrange(1, most + 1))))
            ],
            r.randrange(1, 4),
            r.choice((0, 1, 5, most, r.randrange(2 * most))),
        ],
        (
            f"Write a function that puts `count` pieces of `item` into a bag of at most {slots} stacks. The bag is a list of (item, amount) byte pairs, an amount goes up to {most}. First existing stacks of the item are filled from the front, then new stacks are appended. Return how many pieces don't fit.",
            f"bag = (item, n) pairs, n <= {most}, max {slots} pairs: top up matching stacks in order, then append; returns the rest",
            f"Inventory with stacking (id, amount, id, amount ... in a byte vector): how do I add several potions? Fill stacks of the same item (each up to {most}) in order, open new ones at the end while there are fewer than {slots}, and tell me the leftover.",
            f"A chest gives `count` of an item. My bag has room for {slots} kinds/stacks as byte pairs id, amount (max {most}); same ids may occur in several stacks. Change the bag, top up before opening new stacks, return what couldn't be stored.",
        ),
    )


def take_items(rng: random.Random) -> Made:
    last = rng.random() < 0.5
    loop = (
        "for (size_t i = bag.size() / 2 * 2; i > 0 && count > 0; i -= 2) {\n  if (bag[i - 2] != item) continue;\n  int take = std::min<int>(count, bag[i - 1]);\n  bag[i - 1] -= take;\n  count -= take;\n  if (bag[i - 1] == 0) bag.erase(bag.begin() + i - 2, bag.begin() + i);\n}"
        if last
        else "for (size_t i = 0; i + 1 < bag.size() && count > 0;) {\n  if (bag[i] != item) {\n    i += 2;\n    continue;\n  }\n  int take = std::min<int>(count, bag[i + 1]);\n  bag[i + 1] -= take;\n  count -= take;\n  if (bag[i + 1] == 0) bag.erase(bag.begin() + i, bag.begin() + i + 2);\n}"
    )
    body = f"int owned = 0;\nfor (size_t i = 0; i + 1 < bag.size(); i += 2)\n  if (bag[i] == item) owned += bag[i + 1];\nif (owned < count) return false;\n{loop}\nreturn true;"

    def oracle(bag: list[int], item: int, count: int) -> bool:
        pairs = [[bag[i], bag[i + 1]] for i in range(0, len(bag) - 1, 2)]
        mine = [one for one in pairs if one[0] == item]
        if sum(n for _, n in mine) < count:
            return False
        for one in mine[::-1] if last else mine:
            used = min(count, one[1])
            one[1] -= used
            count -= used
        bag[:] = [part for one in pairs if one[1] for part in one]
        return True

    where = "the last stacks of the item first" if last else "the first stacks of the item first"
    return Made(
        f"bool @f({BUFFER} bag, uint8_t item, int count)",
        body,
        oracle,
        lambda r: [
            [p for _ in range(r.randrange(6)) for p in (r.randrange(1, 4), r.randrange(1, 10))],
            r.randrange(1, 4),
            r.choice((0, 1, 5, r.randrange(16))),
        ],
        (
            f"Write a function that removes `count` pieces of `item` from a bag of (item, amount) byte pairs, taking from {where}; stacks that get empty are removed and the others close up. If there are not enough in all, nothing changes and the result is false, otherwise true. No stack is empty beforehand.",
            f"pay with items: (id, n) pairs, consume `count` from {where}, drop emptied pairs; false and untouched if the total is too small",
            f"A trader wants 5 jewels. Take them out of the inventory ({where}), deleting pairs whose amount reaches 0; if the sum over all stacks doesn't suffice leave everything alone and return false.",
            f"How do I consume items that may be spread over stacks? The vector holds id, amount (1 or more) alternately. Use up {where}, erase empty ones, all or nothing. Result: whether it worked.",
        ),
    )


def coins_for(rng: random.Random) -> Made:
    coins = rng.choice(((100, 20, 5, 1), (50, 20, 5, 1), (300, 100, 20, 5, 1)))
    most = rng.choice((None, 4, 6))
    wanted = "pieces" if most else rng.choice(("counts", "pieces"))
    listed = ", ".join(map(str, coins))
    if wanted == "counts":
        body = f"std::vector<int> counts;\nfor (int coin : {{{listed}}}) {{\n  counts.push_back(amount / coin);\n  amount %= coin;\n}}\nreturn counts;"
    else:
        stop = f" && pieces.size() < {most}" if most else ""
        body = f"std::vector<int> pieces;\nfor (int coin : {{{listed}}})\n  for (; amount >= coin{stop}; amount -= coin) pieces.push_back(coin);\nreturn pieces;"

    def oracle(amount: int) -> list[int]:
        pieces: list[int] = []
        while amount > 0 and (most is None or len(pieces) < most):
            pieces.append(max(one for one in coins if one <= amount))
            amount -= pieces[-1]
        return [pieces.count(one) for one in coins] if wanted == "counts" else pieces

    goal = "how many of each kind there are, in this order" if wanted == "counts" else "their values, largest first"
    limit = f" At most {most} can be dropped; the rest of the amount is lost then." if most else ""
    return Made(
        "std::vector<int> @f(int amount)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, r.randrange(1000), r.randrange(120)))],
        (
            f"Write a function that splits an amount of rupees (0 or more) into as few jewels of the values {listed} as possible, always taking the largest that fits, and returns {goal}.{limit}",
            f"greedy change with {{{listed}}} -> {goal}.{limit}",
            f"An enemy leaves `amount` rupees as jewels worth {listed}. Largest first, as often as each fits. I need {goal}.{limit}",
            f"Which coins make up this prize? Denominations {listed}; use the biggest possible one each time; result: {goal}.{limit}",
        ),
    )


def element_damage(rng: random.Random) -> Made:
    order = rng.choice(("immune first", "weak wins"))
    body = cpp(
        """
        if (element & @a) return @ra;
        if (element & @b) return @rb;
        if (element & resist) return power / 2;
        return power;
        """,
        a="immune" if order == "immune first" else "weak",
        ra="0" if order == "immune first" else "std::min(power * 2, @cap)".replace("@cap", "999"),
        b="weak" if order == "immune first" else "immune",
        rb="std::min(power * 2, 999)" if order == "immune first" else "0",
    )

    def oracle(power: int, element: int, weak: int, resist: int, immune: int) -> int:
        bits = {i for i in range(8) if element >> i & 1}
        hit = [any(one >> i & 1 for i in bits) for one in (weak, resist, immune)]
        if hit[2] and (order == "immune first" or not hit[0]):
            return 0
        if hit[0]:
            return min(999, power + power)
        return power // 2 if hit[1] else power

    rank = (
        "immunity beats weakness, weakness beats resistance"
        if order == "immune first"
        else "weakness beats immunity, immunity beats resistance"
    )

    def mask(r: random.Random) -> int:
        return r.getrandbits(8) & r.getrandbits(8)

    return Made(
        "int @f(int power, uint8_t element, uint8_t weak, uint8_t resist, uint8_t immune)",
        body,
        oracle,
        lambda r: [r.randrange(800), r.choice((0, 1 << r.randrange(8), mask(r))), mask(r), mask(r), mask(r)],
        (
            f"Write a function that returns the damage of a spell with the given power and elements (a bit each) against an enemy: twice the power, at most 999, if any of its elements is in `weak`, half of it (rounded down) if one is in `resist`, 0 if one is in `immune`, else the power. Where several apply, {rank}. Power is below 1000.",
            f"element bits vs weak (x2, cap 999), resist (/2), immune (0); {rank}",
            f"Elemental weaknesses: masks of 8 elements. An attack may have several or none. Double damage (limited to 999), half or none; conflict rule: {rank}. Without a common bit it's just the power (0 to 999).",
            f"How does my battle code rate elements? Compare the attack's bits with three masks of the target. weak: 2 * power but not over 999; resist: power / 2; immune: 0. Precedence: {rank}.",
        ),
    )


def turn_order(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Fighter", "Actor")), (("u8", "speed"), ("u8", "status"), ("u16", "health")))
    s = struct.name
    slow = rng.choice((1, 4, 0x10))
    tie = rng.choice(("first", "last"))
    body = cpp(
        """
        std::vector<int> order;
        for (size_t i = 0; i < fighters.size(); ++i)
          if (fighters[i].health > 0) order.push_back(i);
        auto speed = [&](int i) { return fighters[i].status & @slow ? fighters[i].speed / 2 : fighters[i].speed; };
        @reverse
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return speed(a) > speed(b); });
        return order;
        """,
        slow=slow,
        reverse="" if tie == "first" else "std::reverse(order.begin(), order.end());",
    ).replace("\n\n", "\n")

    def oracle(fighters: list[Record]) -> list[int]:
        rated = []
        for i, one in enumerate(fighters):
            speed, status, health = vars(one).values()
            if health:
                rated.append((speed // (2 if status // slow % 2 else 1), -i if tie == "first" else i))
        return [abs(i) for _, i in sorted(rated, reverse=True)]

    first = "the one earlier in the list acts first" if tie == "first" else "the one later in the list acts first"
    return Made(
        f"std::vector<int> @f(const std::vector<{s}>& fighters)",
        body,
        oracle,
        lambda r: [
            [
                Record(
                    ("speed", "status", "health"),
                    (
                        r.choice((10, 20, 21, 40, r.randrange(256))),
                        r.choice((0, slow, 0xFF, 0xFF ^ slow)),
                        r.choice((0, 1, 50, 300)),
                    ),
                )
                for _ in range(r.randrange(7))
            ]
        ],
        (
            f"Write a function that returns the indices of the fighters in the order in which they act: highest speed first; with equal speed {first}. Whoever has no health left doesn't act; status bit 0x{slow:02X} (slow) halves the speed, rounded down.",
            f"alive fighters sorted by (status & {slow} ? speed / 2 : speed) descending; tie: {first}",
            f"Turn queue for a battle round: skip the dead (health 0), slowed ones (status & 0x{slow:02X}) count with half their speed, fast before slow; on a tie {first}. Result: list positions.",
            f"Who moves when? Sort by effective speed, falling; effective means half (floor) if 0x{slow:02X} is set in status. Health 0 = out. Equal: {first}.",
        ),
        (struct,),
    )


def progressive_item(rng: random.Random) -> Made:
    names = rng.choice(
        (("none", "blue mail", "red mail"), ("fists", "sword", "tempered", "golden"), ("none", "glove", "mitt"))
    )
    field = rng.choice((0, 2, 4))
    width = 3 if len(names) > 3 else 2
    mode = rng.choice(("next", "set"))
    top = len(names) - 1
    mask = (1 << width) - 1
    if mode == "next":
        listed = ", ".join(f'"{one}"' for one in names)
        body = f'static const char* names[] = {{{listed}}};\nint level = save >> {field} & {mask};\nreturn level < {top} ? names[level + 1] : "";'

        def oracle(save: int) -> str:
            digits = f"{save:08b}"
            level = int(digits[8 - field - width : 8 - field], 2)
            return dict(enumerate(names[1:])).get(level, "")

        return Made(
            "std::string @f(uint8_t save)",
            body,
            oracle,
            lambda r: [r.randrange(256)],
            (
                f"Write a function that names what a progressive item gives next. The save byte has the present level in bits {field} to {field + width - 1}; levels from 0 up are {', '.join(names)}. At the last level or above it returns an empty text.",
                f'level = save >> {field} & {mask}; -> name of level + 1 of {{{listed}}}, "" at the top and beyond',
                f'Randomizer tracker: a chest holds "one level more". Field at bit {field}, {width} bits wide, names by level: {", ".join(names)}. What will the player get? Nothing more to get (or an invalid level): empty.',
                f"The upgrade chain is {' -> '.join(names)}, its level (from 0) in bits {field}-{field + width - 1} of a byte. Return the following one's name, or an empty string when there's none.",
            ),
        )
    body = f"int level = save[at] >> {field} & {mask};\nif (level >= {top}) return false;\nsave[at] += {1 << field};\nreturn true;"

    def upgrade(save: list[int], at: int) -> bool:
        field_value = save[at] // 2**field % 2**width
        if field_value >= top:
            return False
        save[at] += 2**field
        return True

    return Made(
        f"bool @f({BUFFER} save, size_t at)",
        body,
        upgrade,
        lambda r: [(data := r.randbytes(r.randrange(1, 6))), r.randrange(len(data))],
        (
            f"Write a function that raises a progressive item by one level. The byte save[at] (`at` is valid) has it in bits {field} to {field + width - 1}; the highest level is {top}. At that level or above nothing changes and the result is false, otherwise it is true. Other bits stay.",
            f"({width}-bit field at bit {field} of save[at]) < {top} ? +1, true : false",
            f"Picking up a progressive {names[-1].split()[-1]}: increase the {width}-bit level at bit {field} of save[at] unless it is {top} or more already; report whether it rose. Don't touch the neighbouring bits.",
            f"How do I bump an upgrade level in a packed save byte? Bits {field}-{field + width - 1} hold it, {top} is the top. True if upgraded, false if already there or beyond.",
        ),
    )


def completion_percent(rng: random.Random) -> Made:
    weights = rng.choice(((3, 1), (5, 2), (1, 1)))
    caps = rng.choice(((10, 20), (24, 7), (16, 40)))
    total = weights[0] * caps[0] + weights[1] * caps[1]
    tenth = rng.random() < 0.4
    a = f"{weights[0]} * std::min(hearts, {caps[0]})" if weights[0] > 1 else f"std::min(hearts, {caps[0]})"
    b = f"{weights[1]} * std::min(items, {caps[1]})" if weights[1] > 1 else f"std::min(items, {caps[1]})"
    expr = f"({a} + {b}) * {1000 if tenth else 100} / {total}"
    body = (
        f'int tenths = {expr};\nreturn std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";'
        if tenth
        else f"return {expr};"
    )

    def oracle(hearts: int, items: int) -> object:
        points = sum(
            weight * sorted((have, cap))[0] for weight, have, cap in zip(weights, (hearts, items), caps, strict=True)
        )
        share = Fraction(points, total)
        if tenth:
            whole, rest = divmod(int(share * 1000), 10)
            return f"{whole}.{rest}%"
        return int(share * 100)

    form = 'as text with one decimal, like "42.5%", rounded down' if tenth else "as a whole number, rounded down"
    return Made(
        f"{'std::string' if tenth else 'int'} @f(int hearts, int items)",
        body,
        oracle,
        lambda r: [r.choice((0, caps[0], r.randrange(caps[0] + 4))), r.choice((0, caps[1], r.randrange(caps[1] + 4)))],
        (
            f"Write a function that returns how complete a game is in percent, {form}. Heart pieces count {weights[0]} point{'s' * (weights[0] > 1)} each up to {caps[0]} of them, items {weights[1]} point{'s' * (weights[1] > 1)} each up to {caps[1]}; more don't count. All {total} points are 100 percent.",
            f"({weights[0]} * min(hearts, {caps[0]}) + {weights[1]} * min(items, {caps[1]})) / {total} in percent, {form}",
            f"File select shows completion: up to {caps[0]} hearts worth {weights[0]} and up to {caps[1]} items worth {weights[1]}. I need the share of the possible points {form}. Counts aren't negative.",
            f"Completion rate: weigh hearts by {weights[0]} and items by {weights[1]}, clamp to {caps[0]} and {caps[1]}, divide by the maximum, percent {form}.",
        ),
    )


def loot_percent(rng: random.Random) -> Made:
    total = rng.choice((100, 100, 256))
    tie = rng.choice(("first", "last"))
    body = cpp(
        """
        int sum = std::accumulate(weights.begin(), weights.end(), 0), left = @total;
        std::vector<int> shares, order;
        for (size_t i = 0; i < weights.size(); ++i) {
          shares.push_back(weights[i] * @total / sum);
          left -= shares[i];
          order.push_back(i);
        }
        @reverse
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return weights[a] * @total % sum > weights[b] * @total % sum; });
        for (int i = 0; i < left; ++i) ++shares[order[i]];
        return shares;
        """,
        total=total,
        reverse="" if tie == "first" else "std::reverse(order.begin(), order.end());",
    ).replace("\n\n", "\n")

    def oracle(weights: list[int]) -> list[int]:
        exact = [Fraction(one * total, sum(weights)) for one in weights]
        shares = [int(one) for one in exact]
        while sum(shares) < total:
            rests = [
                one - int(one) if share == int(one) else Fraction(-1) for one, share in zip(exact, shares, strict=True)
            ]
            best = [i for i, one in enumerate(rests) if one == max(rests)]
            shares[best[0] if tie == "first" else best[-1]] += 1
        return shares

    which = "the earlier" if tie == "first" else "the later"
    return Made(
        f"std::vector<int> @f({BYTES} weights)",
        body,
        oracle,
        lambda r: [bytes(r.choice((1, 1, 2, 3, r.randrange(1, 60))) for _ in range(r.randrange(1, 8)))],
        (
            f"Write a function that turns the weights of a drop table into whole numbers that add up to exactly {total}: each gets its exact share rounded down, and what is missing goes, one each, to those with the largest fractions, {which} of equals first. There is at least one weight, none is 0.",
            f"largest remainder: weights -> integers with sum {total}; tie: {which}; weights > 0",
            f"The drop editor shows chances out of {total}. How do I round them so that the sum is right? Floor all, then hand out the rest by the size of the remainders (on a tie {which} entry). Positive weights, never an empty list.",
            f"Rounding loot chances to a total of {total}: integer parts first, then +1 for the biggest remainders until the total is reached; equal remainders prefer {which} one.",
        ),
    )


def shop_stock(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Offer", "Ware")), (("u8", "item"), ("u16", "price"), ("u8", "flag")))
    s = struct.name
    wanted = rng.choice(("affordable", "cheapest", "all"))
    returns = "std::vector<int>" if wanted == "affordable" else "int"
    head = {"affordable": "std::vector<int> result;", "cheapest": "int result = -1;", "all": "int result = 0;"}[wanted]
    act = {
        "affordable": "if (o.price <= rupees) result.push_back(o.item);",
        "cheapest": "if (result < 0 || o.price < offers[result].price) result = i;",
        "all": "result += o.price;",
    }[wanted]
    tail = "return std::max(0, result - rupees);" if wanted == "all" else "return result;"
    second = ", int rupees" if wanted != "cheapest" else ""
    body = f"{head}\nfor (size_t i = 0; i < offers.size(); ++i) {{\n  const auto& o = offers[i];\n  if (o.flag < 32 && sold >> o.flag & 1) continue;\n  {act}\n}}\n{tail}"

    def oracle(offers: list[Record], sold: int, rupees: int = 0) -> object:
        gone = {i for i in range(32) if sold // 2**i % 2}
        left = [(i, *vars(one).values()) for i, one in enumerate(offers) if vars(one)["flag"] not in gone]
        if wanted == "affordable":
            return [item for _, item, price, _ in left if price <= rupees]
        if wanted == "cheapest":
            return min(((price, i) for i, _, price, _ in left), default=(0, -1))[1]
        return max(sum(price for _, _, price, _ in left) - rupees, 0)

    def given(r: random.Random) -> list[object]:
        offers = [
            Record(
                ("item", "price", "flag"),
                (r.randrange(1, 60), r.choice((10, 20, 30, 50, r.randrange(500))), r.choice((0xFF, r.randrange(6)))),
            )
            for _ in range(r.randrange(6))
        ]
        return [offers, r.getrandbits(6), *([r.choice((0, 20, 100, 500))] if second else [])]

    goal = {
        "affordable": "the items that are still for sale and cost at most `rupees`, in the shop's order",
        "cheapest": "the index of the cheapest offer that is still for sale (the first of equals), -1 if everything is sold",
        "all": "how many rupees one lacks to buy everything that is still for sale, owning `rupees` (0 if nothing is lacking)",
    }[wanted]
    return Made(
        f"{returns} @f(const std::vector<{s}>& offers, uint32_t sold{second})",
        body,
        oracle,
        given,
        (
            f"Write a function for a shop that returns {goal}. An offer whose `flag` is below 32 can be bought once: it is sold when that bit of `sold` is set. With a flag of 32 or more it is always for sale.",
            f"offers minus those with flag < 32 && bit flag of sold -> {goal}",
            f"Shops with one-time wares: the bits of `sold` say what's gone (offer flag 0-31 = bit number, larger = endless supply). I want {goal}.",
            f"What can I still get here? Skip offers whose flag (when under 32) is set in the mask; return {goal}.",
        ),
        (struct,),
    )


def poison_rounds(rng: random.Random) -> Made:
    divisor = rng.choice((8, 16, 4))
    limit = rng.choice((99, 50))
    body = cpp(
        """
        if (health <= 0) return 0;
        for (int round = 1; round <= @limit; ++round) {
          health -= std::max(1, capacity / @divisor);
          if (health <= 0) return round;
          health = std::min(capacity, health + healing);
        }
        return -1;
        """,
        limit=limit,
        divisor=divisor,
    )

    def oracle(health: int, capacity: int, healing: int) -> int:
        hurt = capacity // divisor or 1
        rounds = 0
        while health > 0:
            if rounds == limit:
                return -1
            rounds += 1
            health -= hurt
            if health > 0:
                health = min(capacity, health + healing)
        return rounds

    def given(r: random.Random) -> list[int]:
        capacity = r.choice((5, 40, 100, r.randrange(1, 200)))
        share = capacity // divisor
        return [r.randrange(capacity + 1), capacity, r.choice((0, 0, 1, share, max(0, share - 1)))]

    return Made(
        "int @f(int health, int capacity, int healing)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns in which round (from 1) a poisoned fighter falls, -1 if he is still standing after {limit} rounds, 0 if he has no health to begin with. Every round poison takes a {divisor}th of `capacity` (rounded down, at least 1); if he survives that, he regains `healing`, up to `capacity` (his health is never above that).",
            f"each round: hp -= max(1, cap / {divisor}); hp <= 0 -> round; hp = min(cap, hp + healing); -1 after {limit}",
            f"Poison versus regeneration: how many rounds until health is 0 or less? Loss per round is capacity / {divisor} but never under 1, then (if alive) a heal limited by capacity. Give up after {limit} rounds with -1; an already fallen one gives 0.",
            f"Balance check of a damage-over-time effect: number of rounds to death, where damage comes first and `healing` second (not above capacity). A 1/{divisor} of capacity, minimum 1. More than {limit} rounds: -1; start at 0 or below: 0.",
        ),
    )


def share_experience(rng: random.Random) -> Made:
    rest = rng.choice(("first", "lost", "each"))
    tail = {
        "first": "if (i == 0) share += points % alive.size();",
        "lost": "",
        "each": "if (i < points % alive.size()) ++share;",
    }[rest]
    cap = rng.choice((999, 9999, 250))
    body = cpp(
        """
        std::vector<size_t> alive;
        for (size_t i = 0; i < health.size(); ++i)
          if (health[i] > 0) alive.push_back(i);
        for (size_t i = 0; i < alive.size(); ++i) {
          int share = points / alive.size();
          @tail
          experience[alive[i]] = std::min(@cap, experience[alive[i]] + share);
        }
        """,
        tail=tail,
        cap=cap,
    ).replace("  \n", "")

    def oracle(experience: list[int], health: list[int], points: int) -> None:
        members = [i for i, one in enumerate(health) if one]
        if not members:
            return
        shares = dict.fromkeys(members, points // len(members))
        over = points - sum(shares.values())
        if rest == "first":
            shares[members[0]] += over
        elif rest == "each":
            for i in members[:over]:
                shares[i] += 1
        for i, one in shares.items():
            experience[i] = min(cap, experience[i] + one)

    def given(r: random.Random) -> list[object]:
        n = r.randrange(1, 5)
        return [
            [r.choice((0, cap, cap - 5, r.randrange(cap))) for _ in range(n)],
            bytes(r.choice((0, 1, 90)) for _ in range(n)),
            r.randrange(200),
        ]

    over = {
        "first": "what can't be divided goes to the first of them",
        "lost": "what can't be divided is lost",
        "each": "what can't be divided goes one point each to the first ones",
    }[rest]
    return Made(
        f"void @f(std::vector<int>& experience, {BYTES} health, int points)",
        body,
        oracle,
        given,
        (
            f"Write a function that shares the experience of a battle among the party members with health above 0: `points` is divided equally and {over}. No total exceeds {cap}. Both lists have an entry for each member; if nobody lives nothing happens.",
            f"experience[i] += points / (number alive) for the living, {over}; cap {cap}",
            f"After the fight every survivor (health != 0) gets the same part of `points`; {over}. Totals are clamped to {cap}. Change `experience` in place; the vectors are equally long, points aren't negative.",
            f"How do I distribute XP? Only to members whose health isn't 0, evenly, rounded down; {over}; maximum {cap} each. All dead: leave everything.",
        ),
    )


def flags_in_order(rng: random.Random) -> Made:
    wanted = rng.choice(("stage", "skipped", "next"))
    act = {
        "stage": "return static_cast<int>(i);",
        "next": "return order[i];",
        "skipped": "missing = true;",
    }[wanted]
    test = "!(progress[order[i] / 8] >> order[i] % 8 & 1)"
    if wanted == "skipped":
        body = "int pending = 0, skipped = 0;\nfor (uint8_t flag : order) {\n  if (progress[flag / 8] >> flag % 8 & 1) {\n    skipped += pending;\n    pending = 0;\n  } else {\n    ++pending;\n  }\n}\nreturn skipped;"
    else:
        body = f"for (size_t i = 0; i < order.size(); ++i)\n  if ({test}) {act}\nreturn {'order.size()' if wanted == 'stage' else '-1'};"

    def oracle(order: list[int], progress: list[int]) -> int:
        done = [int.from_bytes(bytes(progress), "little") >> flag & 1 for flag in order]
        if wanted == "skipped":
            latest = max((i for i, one in enumerate(done) if one), default=-1)
            return done[: latest + 1].count(0)
        if 0 not in done:
            return len(order) if wanted == "stage" else -1
        return done.index(0) if wanted == "stage" else order[done.index(0)]

    def given(r: random.Random) -> list[object]:
        order = r.sample(range(24), r.randrange(1, 8))
        upto = r.randrange(len(order) + 1)
        bits = sum(1 << one for i, one in enumerate(order) if (i < upto) != (r.random() < 0.15))
        return [bytes(order), (bits | r.getrandbits(24) & ~sum(1 << one for one in order)).to_bytes(3, "little")]

    goal = {
        "stage": "the stage the story has reached: how many flags from the start of `order` on are set without a gap",
        "next": "the flag that has to be set next, that is the first unset one of `order`, or -1 if all are set",
        "skipped": "how many steps were skipped: flags of `order` that are unset although a later one of `order` is set",
    }[wanted]
    return Made(
        f"int @f({BYTES} order, {BYTES} progress)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. `order` lists flag numbers in the order of the story; flag n is bit n mod 8 (bit 0 the lowest) of progress[n / 8], and all lie within `progress`.",
            f"story flags in `order`, flag n = progress[n >> 3] >> (n & 7) & 1 -> {goal}",
            f"Where is the player in the plot? The save's flag bytes (lowest bit first) and a list of flag numbers, earliest event first. I need {goal}.",
            f"Quest log: events happen in the order given, each has a flag (byte n / 8, bit n % 8). Return {goal}.",
        ),
    )


def sell_price(rng: random.Random) -> Made:
    part, whole = rng.choice(((1, 2), (3, 4), (2, 5)))
    step = rng.choice((5, 10, 1))
    worn = rng.random() < 0.5
    value = f"price * {part} / {whole}" if part > 1 else f"price / {whole}"
    expr = f"{value} * (uses + 1) / (most + 1)" if worn else value
    if step > 1:
        body = f"int value = {expr};\nvalue -= value % {step};\nreturn price > 0 ? std::max(value, 1) : 0;"
    else:
        body = f"int value = {expr};\nreturn price > 0 ? std::max(value, 1) : 0;"

    def oracle(price: int, uses: int = 0, most: int = 0) -> int:
        worth = int(Fraction(price * part, whole))
        if worn:
            worth = int(Fraction(worth * (uses + 1), most + 1))
        rounded = range(0, worth + 1, step)[-1]
        return (rounded or 1) if price > 0 else 0

    def given(r: random.Random) -> list[int]:
        most = r.randrange(1, 20)
        price = r.choice((0, 1, 5, r.randrange(1000), r.randrange(1000)))
        return [price, r.choice((0, most, r.randrange(most + 1))), most] if worn else [price]

    wear = (
        " For a worn thing with `uses` of `most` uses left that is multiplied by (uses + 1) / (most + 1) and rounded down again."
        if worn
        else ""
    )
    to = f", then down to a multiple of {step}" if step > 1 else ""
    return Made(
        f"int @f(int price{', int uses, int most' if worn else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that returns what a shop pays for an item of the given price: {part}/{whole} of it, rounded down{to if not worn else ''}.{wear}{f' The result is rounded down to a multiple of {step}.' if worn and step > 1 else ''} But it is at least 1, unless the price is 0: then 0.",
            f"{part}/{whole} of price, floor{'; * (uses + 1) / (most + 1), floor' if worn else ''}{f'; down to a multiple of {step}' if step > 1 else ''}; min 1 (price 0 -> 0)",
            f"Selling back: the trader gives {part}/{whole} of the price as a whole number (floor).{wear}{f' Finally the offer is cut to a multiple of {step}.' if step > 1 else ''} Something that costs anything brings 1 at least; free things bring 0.",
            f"How much is this sword worth second-hand? floor(price * {part} / {whole}).{wear}{f' Then make it a multiple of {step}, rounding down.' if step > 1 else ''} Minimum 1 for a price above 0, and 0 for 0.",
        ),
    )


RECIPES = (
    experience_curve,
    stack_item,
    take_items,
    coins_for,
    element_damage,
    turn_order,
    progressive_item,
    completion_percent,
    loot_percent,
    shop_stock,
    poison_rounds,
    share_experience,
    flags_in_order,
    sell_price,
)
