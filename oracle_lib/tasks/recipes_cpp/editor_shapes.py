"""Shapes on the canvas and rules of the game: rectangles, grids, snapping, paths, hit boxes, damage, prices, odds."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "maps"
_RECT = Struct("Rect", (("int", "x"), ("int", "y"), ("int", "w"), ("int", "h")))


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _rect(*four: int) -> Record:
    return Record(("x", "y", "w", "h"), four)


def _some(r: random.Random) -> Record:
    return _rect(r.randrange(-4, 12), r.randrange(-4, 12), r.randrange(1, 9), r.randrange(1, 9))


def _cells(one: Record) -> set[tuple[int, int]]:
    x, y, w, h = vars(one).values()
    return {(i, j) for i in range(x, x + w) for j in range(y, y + h)}


def rectangles(rng: random.Random) -> Made:
    what = rng.choice(("overlap", "intersect", "unite", "contains"))
    table = {
        "overlap": (
            "bool",
            "return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;",
            "tells whether two rectangles share at least one pixel",
        ),
        "intersect": (
            "Rect",
            "int left = std::max(a.x, b.x), top = std::max(a.y, b.y);\nint right = std::min(a.x + a.w, b.x + b.w), bottom = std::min(a.y + a.h, b.y + b.h);\nif (left >= right || top >= bottom) return {0, 0, 0, 0};\nreturn {left, top, right - left, bottom - top};",
            "returns the part that two rectangles have in common, or all zeros if there is none",
        ),
        "unite": (
            "Rect",
            "int left = std::min(a.x, b.x), top = std::min(a.y, b.y);\nint right = std::max(a.x + a.w, b.x + b.w), bottom = std::max(a.y + a.h, b.y + b.h);\nreturn {left, top, right - left, bottom - top};",
            "returns the smallest rectangle that contains both",
        ),
        "contains": (
            "bool",
            "return b.x >= a.x && b.y >= a.y && b.x + b.w <= a.x + a.w && b.y + b.h <= a.y + a.h;",
            "tells whether `b` lies completely inside `a` (sharing edges is fine)",
        ),
    }
    returns, body, said = table[what]

    def oracle(a: Record, b: Record) -> object:
        one, two = _cells(a), _cells(b)
        if what == "overlap":
            return bool(one & two)
        if what == "contains":
            return two <= one
        kept = one & two if what == "intersect" else one | two
        if not kept:
            return _rect(0, 0, 0, 0)
        xs, ys = {x for x, _ in kept}, {y for _, y in kept}
        return _rect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)

    def given(r: random.Random) -> list[Record]:
        a = _some(r)
        x, y, w, h = vars(a).values()
        return [
            a,
            r.choice(
                (_some(r), _rect(x + w, y, 2, 2), _rect(x + 1, y, max(1, w - 1), h), a, _rect(x - 1, y + h - 1, 3, 2))
            ),
        ]

    return Made(
        f"{returns} @f(const Rect& a, const Rect& b)",
        body,
        oracle,
        given,
        (
            f"Write a function that {said}. A rectangle covers the pixels x to x + w - 1 and y to y + h - 1; w and h are at least 1.",
            f"How do I do this with selection rectangles (x, y, width, height; sizes are 1 or more): a function that {said}? Right and bottom edge x + w and y + h are exclusive.",
            f"half-open rectangles [x, x+w) x [y, y+h), w, h >= 1; the function {said}",
            f"For dragging boxes in the map view I need a helper that {said}. Position and size are in pixels, no box is empty, and x + w is the first column outside.",
        ),
        (_RECT,),
    )


def normalize_drag(rng: random.Random) -> Made:
    grid = rng.choice((1, 8, 16, 8))
    inclusive = grid > 1 or rng.random() < 0.5
    if grid > 1:
        body = f"int left = std::min(x0, x1) / {grid} * {grid}, top = std::min(y0, y1) / {grid} * {grid};\nint right = std::max(x0, x1) / {grid} * {grid} + {grid}, bottom = std::max(y0, y1) / {grid} * {grid} + {grid};\nreturn {{left, top, right - left, bottom - top}};"
    else:
        plus = " + 1" if inclusive else ""
        body = f"return {{std::min(x0, x1), std::min(y0, y1), std::abs(x1 - x0){plus}, std::abs(y1 - y0){plus}}};"

    def oracle(x0: int, y0: int, x1: int, y1: int) -> list[int]:
        (left, right), (top, bottom) = sorted((x0, x1)), sorted((y0, y1))
        if grid > 1:
            left, top = left - left % grid, top - top % grid
            right, bottom = right - right % grid + grid, bottom - bottom % grid + grid
            return [left, top, right - left, bottom - top]
        return [left, top, right - left + inclusive, bottom - top + inclusive]

    if grid > 1:
        said = f"the smallest rectangle of whole {grid}x{grid} tiles that contains both pixels"
    elif inclusive:
        said = "the rectangle that contains both pixels, so that a click without movement gives 1x1"
    else:
        said = "the rectangle between the two points, so that width and height are the differences"
    return Made(
        "std::array<int, 4> @f(int x0, int y0, int x1, int y1)",
        body,
        oracle,
        lambda r: [r.choice((0, 15, 16, r.randrange(256))) for _ in range(4)],
        (
            f"Write a function that turns the two ends of a mouse drag, in any order, into {{x, y, width, height}}: {said}. Coordinates are never negative.",
            f"How do I normalise a drag from (x0, y0) to (x1, y1)? It may go in any direction. I want {{x, y, width, height}} of {said}; no negative input.",
            f"{{min x, min y, width, height}}: {said}; inputs >= 0",
            f"Rubber-band selection: the user may drag to the upper left as well. Return x, y, width, height of {said}. The pointer stays at 0 or above.",
        ),
    )


def snap(rng: random.Random) -> Made:
    step = rng.choice((8, 16, 32, 4))
    how = rng.choice(("down", "nearest", "up"))
    negative = rng.random() < 0.5
    add = {"down": 0, "nearest": step // 2, "up": step - 1}[how]
    value = f"value + {add}" if add else "value"
    if negative:
        body = f"int shifted = {value};\nint rest = shifted % {step};\nif (rest < 0) rest += {step};\nreturn shifted - rest;"
    else:
        body = f"return {f'({value})' if add else value} / {step} * {step};"
    said = {
        "down": f"the largest multiple of {step} that is not above it",
        "nearest": f"the nearest multiple of {step}; halfway cases go up",
        "up": f"the smallest multiple of {step} that is not below it",
    }[how]
    sign = "It may be negative, and the rule is the same there." if negative else "It is never negative."

    return Made(
        "int @f(int value)",
        body,
        lambda value: (value + add) // step * step,
        lambda r: [
            r.choice(
                (0, step, step - 1, step // 2, step // 2 - 1, r.randrange(500), -r.randrange(500) if negative else 7)
            )
        ],
        (
            f"Write a function that snaps a coordinate to a grid: it returns {said}. {sign}",
            f"How do I align a position to {step} pixels? Wanted is {said}. {sign}",
            f"{ {'down': 'floor', 'nearest': 'floor', 'up': 'ceil'}[how] }({'value + ' + str(add) if how == 'nearest' else 'value'} / {step}) * {step}"
            + ("" if negative else ", value >= 0"),
            f"With snapping on, dragged sprites jump to {said}. {sign}",
        ),
    )


def line_cells(rng: random.Random) -> Made:
    width = rng.choice((8, 16, 32))
    body = cpp(
        """
        std::vector<int> cells;
        int dx = std::abs(x1 - x0), dy = std::abs(y1 - y0), steps = std::max(dx, dy);
        for (int i = 0; i <= steps; ++i) {
          int x = steps == 0 ? x0 : x0 + (2 * i * dx + steps) / (2 * steps) * (x1 < x0 ? -1 : 1);
          int y = steps == 0 ? y0 : y0 + (2 * i * dy + steps) / (2 * steps) * (y1 < y0 ? -1 : 1);
          cells.push_back(y * @width + x);
        }
        return cells;
        """,
        width=width,
    )

    def oracle(x0: int, y0: int, x1: int, y1: int) -> list[int]:
        steps = max(abs(x1 - x0), abs(y1 - y0))

        def at(start: int, end: int, i: int) -> int:
            moved = (2 * i * abs(end - start) + steps) // (2 * steps) if steps else 0
            return start + moved if end >= start else start - moved

        return [at(y0, y1, i) * width + at(x0, x1, i) for i in range(steps + 1)]

    return Made(
        "std::vector<int> @f(int x0, int y0, int x1, int y1)",
        body,
        oracle,
        lambda r: [r.randrange(8) for _ in range(4)],
        (
            f"Write a function that returns the cells of a line from (x0, y0) to (x1, y1) on a grid {width} wide, as y * {width} + x. With n = the larger of |x1 - x0| and |y1 - y0| there are n + 1 cells; in cell i (0 to n) x has moved from x0 towards x1 by i * |x1 - x0| / n rounded to the nearest integer, halves up, and y in the same way. For n = 0 it is the one cell.",
            f"How do I draw a straight line of tiles? n = max(|dx|, |dy|); for i = 0..n: x = x0 + sign(dx) * floor((2 * i * |dx| + n) / (2n)), same for y; the cell is y * {width} + x. n = 0 gives just the start.",
            f"cells[i] = y_i * {width} + x_i, i = 0..n, n = max(|dx|, |dy|), x_i = x0 + sgn(dx) * round(i|dx| / n), y_i alike, round half up (on the magnitude)",
            f"The pencil must not leave holes when the mouse moves fast, so I connect the old and the new cell. One cell for every step along the longer direction; the shorter one moves in proportion, rounded to nearest (half a cell rounds away from the start). Cells are numbered y * {width} + x, start and end included, in order.",
        ),
    )


def hit_test(rng: random.Random) -> Made:
    top_most = rng.random() < 0.6
    size = rng.choice((8, 16))
    struct = Struct("Sprite", (("int", "x"), ("int", "y"), ("bool", "large")))
    big = size * 2
    loop = "for (size_t i = sprites.size(); i-- > 0;)" if top_most else "for (size_t i = 0; i < sprites.size(); ++i)"
    body = f"{loop} {{\n  int side = sprites[i].large ? {big} : {size};\n  if (x >= sprites[i].x && x < sprites[i].x + side && y >= sprites[i].y && y < sprites[i].y + side) return static_cast<int>(i);\n}}\nreturn -1;"

    def oracle(sprites: list[Record], x: int, y: int) -> int:
        hits = []
        for place, one in enumerate(sprites):
            left, top, large = vars(one).values()
            side = big if large else size
            if x in range(left, left + side) and y in range(top, top + side):
                hits.append(place)
        return (hits[-1] if top_most else hits[0]) if hits else -1

    def given(r: random.Random) -> list[object]:
        sprites = [
            Record(("x", "y", "large"), (r.randrange(24), r.randrange(24), r.randrange(2)))
            for _ in range(r.randrange(0, 7))
        ]
        return [sprites, r.randrange(40), r.randrange(40)]

    which = "last" if top_most else "first"
    return Made(
        "int @f(const std::vector<Sprite>& sprites, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the index of the {which} sprite in the list that covers the pixel (x, y), or -1. A sprite starts at its position and is {big}x{big} pixels if large, else {size}x{size}.",
            f"How do I find the sprite under the mouse? Squares of {size} (large: {big}) pixels from (x, y) to the right and down, far edges exclusive. If several are hit the {which} in the list counts; none: -1.",
            f"{'max' if top_most else 'min'} i: s.x <= x < s.x + side and s.y <= y < s.y + side, side = large ? {big} : {size}; none -> -1",
            f"Clicking selects a sprite. Where they overlap, the {which} entry {'is drawn on top and' if top_most else 'has priority and'} should be taken. Sides are {size} or, for large ones, {big} pixels. -1 for the background.",
        ),
        (struct,),
    )


def distance_between(rng: random.Random) -> Made:
    metric = rng.choice(("taxi", "king", "square"))
    limit = rng.choice((8, 16, 24, 40))
    table = {
        "taxi": ("std::abs(x1 - x0) + std::abs(y1 - y0)", "the sum of the horizontal and the vertical distance"),
        "king": (
            "std::max(std::abs(x1 - x0), std::abs(y1 - y0))",
            "the larger of the horizontal and the vertical distance",
        ),
        "square": ("(x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)", "the square of the straight distance"),
    }
    code, said = table[metric]
    near = rng.random() < 0.4
    bound = limit * limit if metric == "square" else limit
    body = f"return {code}{f' <= {bound}' if near else ''};"

    def oracle(x0: int, y0: int, x1: int, y1: int) -> int:
        dx, dy = abs(x0 - x1), abs(y0 - y1)
        value = {"taxi": dx + dy, "king": max(dx, dy), "square": dx**2 + dy**2}[metric]
        return value <= bound if near else value

    what = f"tells whether {said} of two points is at most {bound}" if near else f"returns {said} of two points"
    return Made(
        f"{'bool' if near else 'int'} @f(int x0, int y0, int x1, int y1)",
        body,
        oracle,
        lambda r: [
            x := r.randrange(-50, 50),
            y := r.randrange(-50, 50),
            x + r.choice((limit, -limit, 0, r.randrange(-60, 60))),
            y + r.choice((0, 0, 1, r.randrange(-60, 60))),
        ],
        (
            f"Write a function that {what}.",
            f"How do I measure how far apart two sprites are? The function {what}.",
            f"d = {code.replace('std::', '')}" + (f"; d <= {bound}" if near else ""),
            f"The simulator in my editor shows when an enemy {'notices the player' if near else 'is how far from the player'}: the function {what}.",
        ),
    )


def direction_to(rng: random.Random) -> Made:
    names = rng.choice((("up", "down", "left", "right"), ("north", "south", "west", "east")))
    numbers = rng.choice(((0, 1, 2, 3), (0, 2, 4, 6), (8, 4, 2, 1)))
    tie = rng.choice(("vertical", "horizontal"))
    compare = ">=" if tie == "vertical" else ">"
    up, down, left, right = numbers
    body = f"if (std::abs(dy) {compare} std::abs(dx)) return dy < 0 ? {up} : {down};\nreturn dx < 0 ? {left} : {right};"

    def oracle(dx: int, dy: int) -> int:
        upright = abs(dy) > abs(dx) or (abs(dy) == abs(dx) and tie == "vertical")
        if upright:
            return up if dy < 0 else down
        return left if dx < 0 else right

    listed = ", ".join(f"{number} {name}" for name, number in zip(names, numbers, strict=True))
    zero = f"For dx = dy = 0 the result is {down if tie == 'vertical' else right}."
    return Made(
        "int @f(int dx, int dy)",
        body,
        oracle,
        lambda r: [d := r.randrange(-20, 21), r.choice((d, -d, 0, r.randrange(-20, 21)))],
        (
            f"Write a function that returns the main direction of a vector: {listed}. The axis with the larger absolute value decides, on a tie the {tie} one; dy counts downwards. {zero}",
            f"How do I get one of four directions from (dx, dy)? {listed}; negative dy is {names[0]}; equal magnitudes: {tie}. {zero}",
            f"|dy| {compare} |dx|: dy < 0 ? {up} : {down}; else dx < 0 ? {left} : {right}",
            f"An NPC turns to the player; dx, dy lead from it to the player, y grows downwards. Codes: {listed}. Take the longer axis, {tie} if both are equal. {zero}",
        ),
    )


def damage(rng: random.Random) -> Made:
    armor = rng.sample([1, 2, 4, 8], 3)
    armor.sort()
    least = rng.choice((0, 1))
    table = ", ".join(map(str, armor))
    body = f"static const int divisor[] = {{{table}}};\nint hurt = power / divisor[mail];\n{f'hurt = std::max(hurt, {least});' if least else ''}\nreturn std::max(health - hurt, 0);".replace(
        "\n\n", "\n"
    )

    def oracle(health: int, power: int, mail: int) -> int:
        return max(0, health - max(least, power // armor[mail]))

    rule = f"at least {least}" if least else "possibly 0"
    return Made(
        "int @f(int health, int power, int mail)",
        body,
        oracle,
        lambda r: [r.randrange(0, 160), r.randrange(0, 80), r.randrange(3)],
        (
            f"Write a function that returns the health left after a hit. `power` is divided by {armor[0]}, {armor[1]} or {armor[2]} for mail 0, 1 or 2, rounding down; the damage is {rule}; health does not fall below 0.",
            f"How do I simulate armour? Damage = power / d with d = {armor[0]}, {armor[1]}, {armor[2]} by `mail` (0, 1, 2), fraction dropped, {rule}; then health - damage, not below 0. Nothing is negative.",
            f"max(0, health - max({least}, floor(power / {{{table}}}[mail])))",
            f"My balance sheet computes how much health remains: the mail's number picks the divisor ({table}); damage is rounded down and {rule}; dead is 0.",
        ),
    )


def drop_table(rng: random.Random) -> Made:
    total = rng.choice((16, 64, 100, 256))
    body = "int sum = 0;\nfor (size_t i = 0; i < weights.size(); ++i) {\n  sum += weights[i];\n  if (roll < sum) return static_cast<int>(i);\n}\nreturn -1;"
    one_based = rng.random() < 0.3
    if one_based:
        body = body.replace("roll < sum", "roll <= sum")

    def oracle(weights: list[int], roll: int) -> int:
        owners = [place for place, weight in enumerate(weights) for _ in range(weight)]
        spot = roll - 1 if one_based else roll
        return owners[spot] if 0 <= spot < len(owners) else -1

    def given(r: random.Random) -> list[object]:
        weights = [r.choice((0, 1, r.randrange(total // 3))) for _ in range(r.randrange(1, 7))]
        return [weights, r.randrange(1 if one_based else 0, max(2, sum(weights) + 5))]

    span = "counts from 1" if one_based else "counts from 0"
    first = "1 to w" if one_based else "0 to w - 1"
    return Made(
        f"int @f({BYTES} weights, int roll)",
        body,
        oracle,
        given,
        (
            f"Write a function that picks from a weighted table: entry 0 gets the first weights[0] rolls, entry 1 the next weights[1] and so on; `roll` {span}. Return the entry's index, or -1 if the roll lies beyond all weights.",
            f"How do I look up a prize by a random number? The first entry with weight w owns the rolls {first}, the next ones follow. An entry of weight 0 is never picked; too large a roll gives -1. (`roll` {span}.)",
            f"min i: roll {'<=' if one_based else '<'} weights[0] + ... + weights[i]; none: -1; roll >= {1 if one_based else 0}",
            f"Enemy drops in my randomiser: every item has a weight, and the roll ({span}) falls into one of the sections laid end to end. Which item is it? -1 = nothing.",
        ),
    )


def shop_total(rng: random.Random) -> Made:
    discount = rng.choice((0, 10, 20, 25, 50))
    cap = rng.choice((999, 500, 9999))
    enough = rng.random() < 0.5
    off = f" * {100 - discount} / 100" if discount else ""
    ret = "return total <= rupees;" if enough else f"return std::min(total, {cap});"
    arguments = f"{BYTES} prices, {BYTES} counts" + (", int rupees" if enough else "")
    body = f"int total = 0;\nfor (size_t i = 0; i < prices.size(); ++i) total += prices[i] * counts[i];\n{f'total = total{off};' if discount else ''}\n{ret}".replace(
        "\n\n", "\n"
    )

    def oracle(prices: list[int], counts: list[int], rupees: int = 0) -> int:
        total = sum(price * count for price, count in zip(prices, counts, strict=True))
        total = total * (100 - discount) // 100
        return total <= rupees if enough else min(total, cap)

    def given(r: random.Random) -> list[object]:
        size = r.randrange(0, 5)
        prices, counts = [r.randrange(1, 200) for _ in range(size)], [r.choice((0, 1, 1, 2, 5)) for _ in range(size)]
        total = sum(a * b for a, b in zip(prices, counts, strict=True)) * (100 - discount) // 100
        return [prices, counts, *([total + r.choice((0, -1, 5, -20, 30))] if enough else [])]

    less = f", less {discount} % (the result rounded down)" if discount else ""
    what = "tells whether `rupees` are enough for it" if enough else f"returns it, but at most {cap}"
    return Made(
        f"{'bool' if enough else 'int'} @f({arguments})",
        body,
        oracle,
        given,
        (
            f"Write a function that adds up a purchase, price times count for each item{less}, and {what}. Both vectors have the same size.",
            f"How do I compute the bill of a shop? sum of prices[i] * counts[i]{less}; the function {what}. Equal sizes, maybe empty.",
            f"t = sum(p_i * c_i){f' * {100 - discount} / 100, rounded down' if discount else ''}; {'t <= rupees' if enough else f'min(t, {cap})'}",
            f"The shop of my homebrew: every line is a price and a number of pieces. Sum them{less}; the function {what}. The lists are equally long.",
        ),
    )


def frame_of_animation(rng: random.Random) -> Made:
    mode = rng.choice(("loop", "once", "pingpong"))
    if mode == "loop":
        body = "int total = std::accumulate(durations.begin(), durations.end(), 0);\nint left = tick % total;\nsize_t frame = 0;\nwhile (left >= durations[frame]) left -= durations[frame++];\nreturn static_cast<int>(frame);"
        said = "after the last frame it starts again with frame 0"
    elif mode == "once":
        body = "size_t frame = 0;\nwhile (frame + 1 < durations.size() && tick >= durations[frame]) tick -= durations[frame++];\nreturn static_cast<int>(frame);"
        said = "it stays on the last frame for ever"
    else:
        body = "std::vector<size_t> order;\nfor (size_t i = 0; i < durations.size(); ++i) order.push_back(i);\nfor (size_t i = durations.size() - 1; i-- > 1;) order.push_back(i);\nint total = 0;\nfor (size_t i : order) total += durations[i];\nint left = tick % total;\nsize_t at = 0;\nwhile (left >= durations[order[at]]) left -= durations[order[at++]];\nreturn static_cast<int>(order[at]);"
        said = "it runs forwards and then backwards without repeating the end frames (0 1 2 1 0 1 2 ...), for ever"

    def oracle(durations: list[int], tick: int) -> int:
        count = len(durations)
        order = list(range(count))
        if mode == "pingpong":
            order += order[-2:0:-1]
        ticks = [frame for frame in order for _ in range(durations[frame])]
        return ticks[min(tick, len(ticks) - 1)] if mode == "once" else ticks[tick % len(ticks)]

    return Made(
        f"int @f({BYTES} durations, int tick)",
        body,
        oracle,
        lambda r: [[r.randrange(1, 9) for _ in range(r.randrange(2, 6))], r.randrange(0, 80)],
        (
            f"Write a function that returns which frame of an animation is shown at `tick` (0 or more). Frame i is shown for durations[i] ticks (1 or more), beginning with frame 0; {said}. There are at least two frames.",
            f"How do I play an animation with a different duration for each frame? Given the durations (all positive, two or more) and the time in ticks from 0, which frame is it? At the end: {said}.",
            f"frame(tick) for durations d0, d1, ... in order, tick >= 0; {said}",
            f"The preview window animates a sprite. durations[i] tells how many ticks frame i stays; {said}. Find the frame for the tick counter; it starts at 0. No duration is 0, and there are two frames or more.",
        ),
    )


def grid_neighbours(rng: random.Random) -> Made:
    width, height = rng.choice(((5, 4), (8, 8), (6, 3), (4, 6)))
    eight = rng.random() < 0.5
    target = rng.choice((1, 0, 0xFF))
    skip = "if (dx == 0 && dy == 0) continue;" if eight else "if ((dx == 0) == (dy == 0)) continue;"
    body = f"int count = 0;\nfor (int dy = -1; dy <= 1; ++dy)\n  for (int dx = -1; dx <= 1; ++dx) {{\n    {skip}\n    int nx = x + dx, ny = y + dy;\n    if (nx >= 0 && nx < {width} && ny >= 0 && ny < {height} && map[ny * {width} + nx] == {target}) ++count;\n  }}\nreturn count;"
    bits = not eight and rng.random() < 0.5
    if bits:
        body = f"int mask = 0;\nif (y > 0 && map[(y - 1) * {width} + x] == {target}) mask |= 1;\nif (x + 1 < {width} && map[y * {width} + x + 1] == {target}) mask |= 2;\nif (y + 1 < {height} && map[(y + 1) * {width} + x] == {target}) mask |= 4;\nif (x > 0 && map[y * {width} + x - 1] == {target}) mask |= 8;\nreturn mask;"

    def oracle(map_: list[int], x: int, y: int) -> int:
        around = [(0, -1), (1, 0), (0, 1), (-1, 0)] + ([(1, 1), (1, -1), (-1, 1), (-1, -1)] if eight else [])
        found = 0
        for place, (dx, dy) in enumerate(around):
            column, row = x + dx, y + dy
            if column in range(width) and row in range(height) and map_[row * width + column] == target:
                found += 2**place if bits else 1
        return found

    ways = "all eight neighbours" if eight else "the four neighbours above, right, below and left"
    result = "a mask: 1 for above, 2 for right, 4 for below, 8 for left" if bits else "how many"
    return Made(
        f"int @f({BYTES} map, int x, int y)",
        body,
        oracle,
        lambda r: [
            [r.choice((target, target, 5)) for _ in range(width * height)],
            r.randrange(width),
            r.randrange(height),
        ],
        (
            f"Write a function that checks which of {ways} of cell (x, y) hold {hexadecimal(target)} in a {width}x{height} map (row by row), and returns {result}. Cells outside the map do not count.",
            f"How do I prepare auto-tiling? Map of {width} columns and {height} rows; of {ways} of a valid cell, those equal to {hexadecimal(target)} count; return {result}; beyond the border there is nothing.",
            f"neighbours of (x, y) on {width}x{height}, {'8' if eight else '4'}-connected, == {hexadecimal(target)} -> {result}",
            f"My border brush chooses a tile by its surroundings. Look at {ways}; those on the map with value {hexadecimal(target)} matter. The result is {result}. Width {width}, height {height}.",
        ),
    )


def to_pixels(rng: random.Random) -> Made:
    bits = rng.choice((4, 8, 12))
    one = 1 << bits
    signed = rng.random() < 0.5
    if signed:
        body = f"return value >= 0 ? (value + {one // 2}) / {one} : -((-value + {one // 2}) / {one});"
        said = "rounded to the nearest integer, halves away from zero; the number may be negative"

        def oracle(value: int) -> int:
            magnitude = (abs(value) + one // 2) // one
            return magnitude if value >= 0 else -magnitude

    else:
        body = f"int whole = value / {one};\nif (value % {one} < 0) --whole;\nreturn whole;"
        said = "rounded down (towards minus infinity); the number may be negative"

        def oracle(value: int) -> int:
            return value // one

    return Made(
        "int @f(int value)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (0, one, -one, one // 2, -one // 2, -1, r.randrange(-9 * one, 9 * one), r.randrange(-9 * one, 9 * one))
            )
        ],
        (
            f"Write a function that turns a fixed-point number with {bits} fraction bits into pixels: value / {one}, {said}.",
            f"How do I convert {bits}-bit subpixels to pixels? Divide by {one}; the result is {said}.",
            f"value / {one}, {said}",
            f"Positions in the simulator have {bits} fractional bits, the screen has none. Convert one coordinate: {said}.",
        ),
    )


def rank_of_points(rng: random.Random) -> Made:
    steps = sorted(rng.sample(range(5, 200), rng.choice((3, 4, 5))))
    inclusive = rng.random() < 0.6
    test = ">=" if inclusive else ">"
    to_next = rng.random() < 0.4
    listed = ", ".join(map(str, steps))
    if to_next:
        body = f"for (int step : {{{listed}}})\n  if (!(points {test} step)) return step{'' if inclusive else ' + 1'} - points;\nreturn 0;"
    else:
        body = f"int level = 0;\nfor (int step : {{{listed}}})\n  if (points {test} step) ++level;\nreturn level;"

    def oracle(points: int) -> int:
        needed = [step if inclusive else step + 1 for step in steps]
        if to_next:
            return min([one - points for one in needed if one > points], default=0)
        return len([one for one in needed if points >= one])

    rule = "that are reached (points equal to it suffice)" if inclusive else "that are exceeded (equal is not enough)"
    what = (
        f"how many points are missing until the next of the thresholds {listed} counts, 0 when all do; thresholds count {rule[5:]}"
        if to_next
        else f"how many of the thresholds {listed} there are {rule}"
    )
    return Made(
        "int @f(int points)",
        body,
        oracle,
        lambda r: [r.choice((0, *steps, *(one + 1 for one in steps), r.randrange(220)))],
        (
            f"Write a function that returns {what}. Points are never negative.",
            f"How do I compute a rank from points (0 or more)? I need {what}.",
            f"thresholds {{{listed}}}, reached if points {test} threshold; result: {'points to the next one' if to_next else 'number reached'}",
            f"The sword upgrades in my hack depend on points. The function returns {what}. (points >= 0)",
        ),
    )


RECIPES = (
    rectangles,
    normalize_drag,
    snap,
    line_cells,
    hit_test,
    distance_between,
    direction_to,
    damage,
    drop_table,
    shop_total,
    frame_of_animation,
    grid_neighbours,
    to_pixels,
    rank_of_points,
)
