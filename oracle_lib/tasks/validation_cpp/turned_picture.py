"""Turns and scales an indexed picture about a point, by the fixed-point sine and cosine of the angle."""

import math
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make, rom

SUBJECT = "pictures"


def draw(rng: random.Random) -> Problem:
    width, height = rng.choice(((16, 16), (16, 16), (8, 8), (24, 24), (16, 24), (24, 16), (16, 32), (20, 12)))
    at_foot = rng.random() < 0.3
    middle, foot = width // 2, height - 1 if at_foot else height // 2
    bits = rng.choice((6, 7, 8))
    clockwise = rng.random() < 0.5
    rounded = rng.random() < 0.4
    outside = rng.choice(("clear", "clear", "edge", "repeat"))
    function = Function(
        "std::vector<uint8_t>",
        rng.choice(("RotateSprite", "turn_picture", "RotatedFrame", "rotate_pixels", "SpinTile")),
        ((BYTES, "pixels"), ("int", "cosine"), ("int", "sine")),
    )
    unit = 1 << bits

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        angle = math.radians(rng.choice((90, 30, 45, 180, 270, rng.randrange(360), rng.randrange(360))))
        scale = rng.choice((1, 1, 1.5, 0.5))
        cosine, sine = (round(part * scale * unit) for part in (math.cos(angle), math.sin(angle)))
        pixels = rom(width * height, seed=rng.getrandbits(32) | 1, mask=0x0F)
        rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
        turn = sine if clockwise else -sine
        turned = []
        for y in range(-foot, height - foot):
            for x in range(-middle, width - middle):
                column, row = (
                    place + math.floor(way / unit + rounded * 0.5)
                    for place, way in ((middle, cosine * x + turn * y), (foot, cosine * y - turn * x))
                )
                if outside == "edge":
                    column, row = sorted((0, column, width - 1))[1], sorted((0, row, height - 1))[1]
                elif outside == "repeat":
                    column, row = column % width, row % height
                inside = 0 <= column < width and 0 <= row < height
                turned.append(rows[row][column] if inside else 0)
        return [pixels, cosine, sine], [turned]

    half = f" + {unit // 2}" if rounded else ""
    to_column, to_row = ("+", "-") if clockwise else ("-", "+")
    taken = {
        "clear": f"if (u >= 0 && u < {width} && v >= 0 && v < {height}) turned[y * {width} + x] = pixels[v * {width} + u];",
        "edge": f"turned[y * {width} + x] = pixels[std::clamp(v, 0, {height - 1}) * {width} + std::clamp(u, 0, {width - 1})];",
        "repeat": f"u = (u % {width} + {width}) % {width};\n"
        f"      v = (v % {height} + {height}) % {height};\n"
        f"      turned[y * {width} + x] = pixels[v * {width} + u];",
    }[outside]
    reference = cpp(
        """
        @signature {
          std::vector<uint8_t> turned(@width * @height);
          for (int y = 0; y < @height; ++y)
            for (int x = 0; x < @width; ++x) {
              int dx = x - @middle, dy = y - @foot;
              int u = @middle + ((cosine * dx @to_column sine * dy@half) >> @bits);  // where the pixel comes from
              int v = @foot + ((cosine * dy @to_row sine * dx@half) >> @bits);
              @taken
            }
          return turned;
        }
        """,
        signature=function.signature,
        width=width,
        height=height,
        middle=middle,
        foot=foot,
        bits=bits,
        half=half,
        to_column=to_column,
        to_row=to_row,
        taken=taken,
    )
    plus, minus = ("plus", "minus") if clockwise else ("minus", "plus")
    rounding = "to the nearest whole number, halves up" if rounded else "down, towards minus infinity"
    source = (
        f"A pixel of the result that lies dx columns right of and dy rows below the point ({middle}, {foot}) comes from column "
        f"{middle} + (cosine times dx {plus} sine times dy) / {unit} and row {foot} + (cosine times dy {minus} sine times dx) / "
        f"{unit}; both quotients are rounded {rounding}"
    )
    beyond = {
        "clear": "What would come from outside of the picture is 0.",
        "edge": "What would come from outside of the picture comes from the nearest column and row that it has.",
        "repeat": "The picture repeats in all directions.",
    }[outside]
    shape = f"`pixels` has {height} rows of {width} palette indices, and so has the result"
    about = f"about ({middle}, {foot}), {'clockwise' if clockwise else 'counterclockwise'}"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that turns a picture {about}. {shape}. {source}. {beyond}",
            f"I want to precompute the frames of a spinning {width}x{height} sprite, turned {about}. {shape}. {source}. {beyond}",
            f"Rotate {width}x{height} indexed pixels {about}, with sine and cosine in units of 1/{unit}. {source}. {beyond}",
            f"{shape}. The function turns it {about}, `cosine` and `sine` being {unit} times those of the angle (or more, or less, "
            f"to scale as well). {source}. {beyond}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "width": width,
            "height": height,
            "row": foot,
            "bits": bits,
            "clockwise": int(clockwise),
            "rounded": int(rounded),
            "outside": outside,
        },
        explanation="For each pixel of the result it looks where that comes from, so no hole is left; "
        "shifting right divides and rounds down, negative numbers too.",
    )
