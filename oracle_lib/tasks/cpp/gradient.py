"""Fills a run of palette entries with a gradient between two 15-bit colours."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    steps = rng.randrange(3, 33)
    inclusive = rng.random() < 0.6
    reverse = rng.random() < 0.3
    rounded = rng.random() < 0.5
    name = rng.choice(("Gradient", "make_gradient", "BlendColors", "ColorRamp", "interpolate_colors"))
    function = Function("std::vector<uint16_t>", name, (("uint16_t", "first"), ("uint16_t", "last")))
    over = steps - 1 if inclusive else steps

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        first, last = (rng.choice((rng.randrange(0x8000), 0x7FFF, 0, 0x001F)) for _ in range(2))
        colors = []
        for step in range(steps):
            color = 0
            for shift in (0, 5, 10):
                start, end = first >> shift & 31, last >> shift & 31
                color |= ((start * (over - step) + end * step + rounded * (over // 2)) // over) << shift
            colors.append(color)
        return [first, last], [colors[::-1] if reverse else colors]

    half = f" + {over // 2}" if rounded else ""
    reference = cpp(
        """
        @signature {
          std::vector<uint16_t> colors(@steps);
          for (int i = 0; i < @steps; ++i)
            for (int shift = 0; shift < 15; shift += 5) {
              int from = first >> shift & 31, to = last >> shift & 31;
              colors[@place] |= (from * (@over - i) + to * i@half) / @over << shift;
            }
          return colors;
        }
        """,
        signature=function.signature,
        steps=steps,
        over=over,
        half=half,
        place=f"{steps - 1} - i" if reverse else "i",
    )
    ends = (
        "the last step being exactly `last`"
        if inclusive
        else f"step i being i/{steps} of the way, so `last` itself is not reached"
    )
    order = " Return the colours in reverse order." if reverse else ""
    rounding = f"add {over // 2} before dividing by {over}" if rounded else f"divide by {over}, rounding down"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns {steps} BGR555 colours blending from `first` to `last`, {ends}. Blend each component "
            f"as a weighted sum and {rounding}.{order}",
            f"{steps}-step gradient between two SNES colours, {ends}; per component, {rounding}.{order}",
            f"BGR555 ramp: {steps} entries, `first` to `last`, {ends}; weighted sum of each component, {rounding}.{order}",
            f"For a sky I need {steps} colours from `first` towards `last`, {ends}. For red, green and blue alike, {rounding}.{order}",
        ),
        references=(reference,),
        case=case,
        parameters={"steps": steps, "inclusive": int(inclusive), "reverse": int(reverse), "rounded": int(rounded)},
        explanation="Weighting both ends keeps the sum positive, so plain integer division rounds the same way for rising and falling components.",
    )
