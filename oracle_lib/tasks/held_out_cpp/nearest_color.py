"""Finds the colour of a palette that is nearest to a given one, by one of several measures."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    measure = rng.choice(("sum", "squares", "weighted", "largest"))
    weights = tuple(rng.sample(range(1, 8), 3)) if measure == "weighted" else (1, 1, 1)
    skip = rng.choice(("nothing", "first", "every 16th"))
    latest = rng.random() < 0.4
    split = rng.random() < 0.4
    name = rng.choice(("NearestColor", "closest_color", "MatchColor", "find_color"))
    palette = ("const std::vector<uint16_t>&", "palette")
    wanted = tuple(("uint8_t", part) for part in ("red", "green", "blue")) if split else (("uint16_t", "color"),)
    function = Function("int", name, (palette, *wanted))

    def parts(color: int) -> list[int]:
        return [color >> shift & 31 for shift in (0, 5, 10)]

    def distance(one: list[int], other: list[int]) -> int:
        apart = [abs(a - b) for a, b in zip(one, other, strict=True)]
        if measure in ("sum", "largest"):
            return sum(apart) if measure == "sum" else max(apart)
        return sum(weight * part * part for weight, part in zip(weights, apart, strict=True))

    def near(rng: random.Random, color: int) -> int:
        spread = rng.choice((2, 4, 9, 16))
        moved = [min(31, max(0, part + rng.randrange(-spread, spread + 1))) for part in parts(color)]
        return moved[0] + moved[1] * 32 + moved[2] * 1024

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        color = rng.choice((rng.randrange(0x8000), 0x7FFF, 0x0000, rng.randrange(0x8000), 0x4210))
        colors = [rng.choice((near(rng, color), rng.randrange(0x8000))) for _ in range(rng.choice((16, 20, 40)))]
        if rng.choice((True, False)):
            colors[rng.choice((0, 0, len(colors) - 1))] = color
        colors += rng.sample(colors, 5)
        skipped = {"nothing": (), "first": (0,), "every 16th": range(0, len(colors), 16)}[skip]
        able = [at for at in range(len(colors)) if at not in skipped]
        far = {at: distance(parts(colors[at]), parts(color)) for at in able}
        best = [at for at in able if far[at] == min(far.values())]
        low = [part * 8 + rng.randrange(8) for part in parts(color)]
        return [colors, *(low if split else [color])], [best[-1] if latest else best[0]]

    def apart(shift: int, part: str) -> str:
        mine = f"palette[i] >> {shift} & 31" if shift else "palette[i] & 31"
        theirs = f"({part} >> 3)" if split else f"(color >> {shift} & 31)" if shift else "(color & 31)"
        return f"({mine}) - {theirs}"

    channels = [apart(shift, part) for shift, part in ((0, "red"), (5, "green"), (10, "blue"))]
    total = {
        "sum": "std::abs(r) + std::abs(g) + std::abs(b)",
        "squares": "r * r + g * g + b * b",
        "weighted": " + ".join(
            f"{weight} * {part} * {part}".removeprefix("1 * ") for weight, part in zip(weights, "rgb", strict=True)
        ),
        "largest": "std::max({std::abs(r), std::abs(g), std::abs(b)})",
    }[measure]
    reference = cpp(
        """
        @signature {
          int best = -1, least = INT_MAX;
          for (size_t i = @start; i < palette.size(); ++i) {
        @skip    int r = @r;
            int g = @g;
            int b = @b;
            int distance = @total;
            if (distance @closer least) {
              least = distance;
              best = i;
            }
          }
          return best;
        }
        """,
        signature=function.signature,
        start=int(skip == "first"),
        skip="    if (i % 16 == 0) continue;  // transparent\n" if skip == "every 16th" else "",
        r=channels[0],
        g=channels[1],
        b=channels[2],
        total=total,
        closer="<=" if latest else "<",
    )
    source = "`red`, `green` and `blue` (8 bits each, of which the upper five count)" if split else "`color` (BGR555)"
    by = {
        "sum": "the sum of the absolute differences of red, green and blue",
        "squares": "the sum of the squared differences of red, green and blue",
        "weighted": f"the sum of the squared differences, red counting {weights[0]}, green {weights[1]} and blue {weights[2]} times",
        "largest": "the largest of the differences in red, green and blue",
    }[measure]
    rule = f"The distance is {by}, of the five-bit components; of equally near ones take the {'last' if latest else 'first'}"
    rule += {
        "nothing": "",
        "first": ". Entry 0 is transparent and never chosen",
        "every 16th": ". Entries whose index is a multiple of 16 are transparent and never chosen",
    }[skip]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns the index of the BGR555 colour in `palette` nearest to {source}. {rule}.",
            f"Which entry of `palette` (BGR555) is nearest to {source}? Return its index. {rule}.",
            f"Index of the nearest colour in a BGR555 palette to {source}. {rule}.",
            f"When I import a picture, each pixel needs the palette entry nearest to {source}. {rule}. `palette` holds BGR555.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "measure": measure,
            "weights": " ".join(map(str, weights)),
            "skip": skip,
            "latest": int(latest),
            "split": int(split),
        },
        explanation="The smallest distance so far is kept with its index; "
        + ("`<=` lets a later equal one take over." if latest else "`<` keeps the first of equal ones."),
    )
