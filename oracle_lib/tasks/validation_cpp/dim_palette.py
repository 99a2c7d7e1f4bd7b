"""Scales, inverts or tints a range of a palette of 15-bit colours in place."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    effect = rng.choice(("scale", "scale", "fade", "add", "invert", "grey"))
    amount = rng.randrange(1, 16) if effect != "add" else rng.randrange(1, 24)
    first = rng.randrange(0, 14)
    count = rng.randrange(2, 16 - first + 1)
    name = rng.choice(("DimPalette", "adjust_palette", "ChangeColors", "apply_effect", "TintRow", "FadeColors"))
    function = Function("void", name, (("std::vector<uint16_t>&", "palette"),))

    def change(parts: list[int]) -> list[int]:
        if effect == "grey":
            return [sum(parts) // 3] * 3
        return [
            {
                "scale": part * amount // 16,
                "fade": part + (31 - part) * amount // 16,
                "add": min(part + amount, 31),
                "invert": 31 - part,
            }[effect]
            for part in parts
        ]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        palette = [rng.choice((rng.randrange(0x8000), 0x7FFF, 0)) for _ in range(16)]
        after = list(palette)
        for index in range(first, first + count):
            red, green, blue = change([palette[index] >> shift & 31 for shift in (0, 5, 10)])
            after[index] = red | green << 5 | blue << 10
        return [palette], [after]

    rule, said = {
        "scale": (f"part * {amount} / 16", f"scale each component by {amount}/16, rounding down"),
        "fade": (
            f"part + (31 - part) * {amount} / 16",
            f"move each component {amount}/16 of the way to 31, rounding down",
        ),
        "add": (f"std::min(part + {amount}, 31)", f"add {amount} to each component, limited to 31"),
        "invert": ("31 - part", "replace each component by 31 minus it"),
        "grey": ("", "replace all three components by their mean, rounded down"),
    }[effect]
    if effect == "grey":
        body = """
        @signature {
          for (int i = @first; i < @end; ++i) {
            int color = palette[i];
            int grey = ((color & 31) + (color >> 5 & 31) + (color >> 10 & 31)) / 3;
            palette[i] = grey << 10 | grey << 5 | grey;
          }
        }
        """
    else:
        body = """
        @signature {
          for (int i = @first; i < @end; ++i) {
            uint16_t color = 0;
            for (int shift = 0; shift < 15; shift += 5) {  // red, green, blue
              int part = palette[i] >> shift & 31;
              color |= (@rule) << shift;
            }
            palette[i] = color;
          }
        }
        """
    reference = cpp(body, signature=function.signature, first=first, end=first + count, rule=rule)
    scope = f"colours {first} to {first + count - 1} of `palette` (BGR555)"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that changes {scope} in place: {said}. Leave the other colours alone.",
            f"In {scope}, {said}; the rest stays as it is.",
            f"{scope}: {said}, in place.",
            f"For a screen effect I want to {said}, but only in {scope}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "effect": effect,
            "amount": amount * (effect in ("scale", "fade", "add")),
            "first": first,
            "count": count,
        },
        explanation="The three components are five bits each, so they are taken apart, changed and put together again.",
    )
