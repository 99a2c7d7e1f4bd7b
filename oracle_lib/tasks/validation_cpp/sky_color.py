"""Blends the colour of a moment from a day's list of times and colours; after the last time comes the first one again."""

import random
from fractions import Fraction
from math import floor

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    day = rng.choice((1440, 1440, 256, 96, 144, 720, 3600))
    fade = rng.choice((0, 0, *(one for one in (8, 12, 16, 24, 30, 60, 90) if day % one == 0 and one * 4 <= day)))
    rounded = rng.random() < 0.5
    paired = rng.random() < 0.4
    words = "const std::vector<uint16_t>&"
    function = Function(
        "uint16_t",
        rng.choice(("SkyColor", "color_at", "DayNightColor", "BackdropAt", "time_tint")),
        ((words, "keys"), ("int", "now")) if paired else ((words, "times"), (words, "colors"), ("int", "now")),
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        count, step = rng.choice((2, 3, 4, 1)), fade or 1
        late = rng.randrange(step)
        times = [late + time * step for time in sorted(rng.sample(range(day // step), count))]
        colors = rng.sample((0, 0x7FFF, rng.randrange(0x8000), rng.randrange(0x8000)), count)
        edges = (times[0], times[-1], (times[0] - fade - 1) % day, day - 1, (times[-1] - fade) % day, 0)
        blends = [(times[-1] - rng.randrange(1, fade or day)) % day for _ in range(9)]
        now = rng.choice((*edges, *blends))
        old = max(range(count), key=lambda key: (times[key] - now - 1) % day)
        new = (old + 1) % count
        wait = (times[new] - now - 1) % day + 1
        length = fade or wait + (now - times[old]) % day
        part = max(Fraction(0), 1 - Fraction(wait, length))
        mixed = 0
        for scale in (1, 32, 1024):
            one, other = (colors[key] // scale % 32 for key in (old, new))
            mixed += floor(one + (other - one) * part + Fraction(rounded, 2)) * scale
        keys = [number for pair in zip(times, colors, strict=True) for number in pair]
        return [keys, now] if paired else [times, colors, now], [mixed]

    time, color, size = ("keys[{} * 2]", "keys[{} * 2 + 1]", "keys.size() / 2")
    if not paired:
        time, color, size = ("times[{}]", "colors[{}]", "times.size()")
    half = "" if not rounded else f" + {fade // 2}" if fade else " + length / 2"
    reference = cpp(
        """
        @signature {
          size_t count = @size, next = 0;
          while (next < count && @at_next <= now) ++next;
          size_t last = (next + count - 1) % count;
          next %= count;
          int wait = (@at_next - now + @most) % @day + 1;
        @length  uint16_t color = 0;
          for (int shift = 0; shift < 15; shift += 5) {
            int a = @last >> shift & 31, b = @following >> shift & 31;
            color |= (a * wait + b * (@whole - wait)@half) / @whole << shift;
          }
          return color;
        }
        """,
        signature=function.signature,
        size=size,
        at_next=time.format("next"),
        day=day,
        most=day - 1,
        length=f"  if (wait >= {fade}) return {color.format('last')};\n"
        if fade
        else f"  int length = ({time.format('next')} - {time.format('last')} + {day - 1}) % {day} + 1;\n",
        whole=fade or "length",
        last=color.format("last"),
        following=color.format("next"),
        half=half,
    )
    keys = (
        "`keys` has times in rising order, each followed by its BGR555 colour (red in the lowest bits), at least one pair"
        if paired
        else "`times` has times in rising order, at least one, and `colors` the BGR555 colour of each (red in the lowest bits)"
    )
    table = f"{keys}; times and `now` are 0 to {day - 1}, and when a day of {day} is over the first time follows on the last"
    rounding = "to the nearest value, halves up" if rounded else "down"
    rule = (
        f"From its time on a colour stays until {fade} before the next time, and then turns into the next colour within these "
        f"{fade} at a constant speed (no two times are closer than that)"
        if fade
        else "From its time on a colour turns into the next one at a constant speed, which it reaches at the next time"
    )
    mix = f"red, green and blue are each mixed by the share of the way that is done and rounded {rounding}"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns the colour of the sky at the time `now`. {table}. {rule}; {mix}.",
            f"Day and night for my overworld: which BGR555 colour is shown at `now`? {table}. {rule}; {mix}.",
            f"Cyclic colour keys, a day of {day}: give the colour word at `now`. {table}. {rule}: {mix}.",
            f"{table}. {rule}; {mix}. Make a function for it, which my editor's preview of the hours calls for `now`.",
        ),
        references=(reference,),
        case=case,
        parameters={"day": day, "fade": fade, "rounded": int(rounded), "paired": int(paired)},
        explanation="The next key is the first that lies ahead, or the day's first one; differences of times are taken around "
        "the clock, from 1 to a whole day.",
    )
