"""Finds by how many pixels the content of a picture has moved: the shift at which two frames agree best."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make

SUBJECT = "pictures"


def draw(rng: random.Random) -> Problem:
    sideways = rng.random() < 0.5
    reach = rng.randrange(2, 8)
    around = rng.random() < 0.4
    distance = rng.random() < 0.3
    last = rng.random() < 0.4
    scored = rng.random() < 0.3
    function = Function(
        "std::array<int, 2>" if scored else "int",
        rng.choice(("FindShift", "frame_offset", "BestShift", "scroll_between", "AlignFrames")),
        ((BYTES, "before"), (BYTES, "after"), ("int", "width")),
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        width, height = (rng.randrange(reach + 1, 14) for _ in range(2))
        colors, real = rng.choice((16, 5, 2)), rng.choice((0, 1, reach, -reach, rng.randrange(-reach, reach + 1)))
        places = [(x, y) for y in range(height) for x in range(width)]

        def seen(picture: list[int], shift: int) -> list[int]:
            """What lies `shift` pixels further than each place of the picture."""
            pixels = dict(zip(places, picture, strict=True))
            right, down = (shift, 0) if sideways else (0, shift)
            far = [(x + right, y + down) for x, y in places]
            return [pixels.get((x % width, y % height) if around else (x, y), 0) for x, y in far]

        before = [rng.randrange(colors) for _ in places]
        noise = rng.choice((0.1, 1, 0.1, 1))
        after = [rng.randrange(colors) if rng.random() < noise else pixel for pixel in seen(before, -real)]
        if rng.choice((False, False, False, True)):
            after = before = [0] * len(places)  # all shifts are equally good
        costs = {}
        for shift in range(-reach, reach + 1):
            gaps = [abs(one - other) for one, other in zip(before, seen(after, shift), strict=True)]
            costs[shift] = sum(gaps) if distance else len(gaps) - gaps.count(0)
        least = min(costs.values())
        best = [shift for shift, cost in costs.items() if cost == least][-1 if last else 0]
        return [before, after, width], [[best, least] if scored else best]

    inside, there = {
        (True, True): ("", "after[i - i % width + (i % width + shift + width) % width]"),
        (True, False): ("x >= 0 && x < width", "after[i + shift]"),
        (False, True): ("", "after[(i + shift * width + size) % size]"),
        (False, False): ("at >= 0 && at < size", "after[at]"),
    }[sideways, around]
    place = "int x = i % width + shift;" if sideways else "int at = i + shift * width;"
    reference = cpp(
        """
        @signature {
          int size = before.size(), best = 0, least = INT_MAX;
          for (int shift = -@reach; shift <= @reach; ++shift) {
            int cost = 0;
            for (int i = 0; i < size; ++i) {
        @place      int other = @other;
              cost += @gap;
            }
            if (cost @less least) {
              least = cost;
              best = shift;
            }
          }
          return @result;
        }
        """,
        signature=function.signature,
        reach=reach,
        place=f"      {place}\n" if inside else "",
        other=f"{inside} ? {there} : 0" if inside else there,
        gap="std::abs(before[i] - other)" if distance else "before[i] != other",
        less="<=" if last else "<",
        result="{best, least}" if scored else "best",
    )
    axis, positive, line = ("columns", "right", "row") if sideways else ("rows", "down", "column")
    cost = (
        "the sum of the absolute differences between the two pixel values"
        if distance
        else "the number of pixels that differ"
    )
    shape = "Both frames have rows of `width` pixels, a byte each, and equally many whole rows"
    edge = (
        f"each {line} is a ring, so that its two ends meet (it has at least {reach} pixels)"
        if around
        else "what would lie outside of `after` counts as 0"
    )
    rule = (
        f"For every shift s from -{reach} to {reach} compare each pixel of `before` with the one of `after` that is s {axis} "
        f"further {positive} (negative: the other way); {edge}. The best shift is the one with the least cost, {cost}; of "
        f"equal ones take the {'largest' if last else 'smallest'} s (-{reach} is the smallest)"
    )
    result = "the best shift and its cost, in this order" if scored else "the best shift"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that finds by how many {axis} the content of a picture has moved between two frames. {shape}. "
            f"{rule}. Return {result}.",
            f"How far did the screen scroll {'sideways' if sideways else 'up or down'} from one screenshot to the next? {shape}. "
            f"{rule}. I need {result}.",
            f"Motion search along {axis}, -{reach} to {reach}, `before` against `after`. {shape}. {rule}. Result: {result}.",
            f"Frames that I rip from videos are not aligned, so my tool looks for the shift at which two of them agree. {shape}. "
            f"{rule}. Give back {result}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "sideways": int(sideways),
            "reach": reach,
            "around": int(around),
            "distance": int(distance),
            "last": int(last),
            "scored": int(scored),
        },
        explanation="Every shift is tried, and one that is "
        + ("not worse" if last else "better")
        + " than the best so far takes its place.",
    )
