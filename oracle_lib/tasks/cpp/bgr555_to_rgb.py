"""Expands a 15-bit SNES colour to 24 bits in one of the usual ways."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "palettes"

SCALES = {
    "shift": ("multiplying by 8", "{} * 8", "A plain multiplication by 8 leaves white at 248."),
    "repeat": (
        "repeating the upper three bits below",
        "{0} << 3 | {0} >> 2",
        "Repeating the upper bits below maps 31 to 255 and 0 to 0.",
    ),
    "exact": ("scaling 31 to 255 (x * 255 / 31)", "{} * 255 / 31", "x * 255 / 31 keeps black at 0 and white at 255."),
}


def draw(rng: random.Random) -> Problem:
    scale = rng.choice(tuple(SCALES))
    order = rng.choice(("RGB", "BGR"))
    alpha = rng.random() < 0.4
    base = rng.choice((0, rng.randrange(0x10, 0x7000) * 0x10))
    packed = rng.random() < 0.5
    name = rng.choice(("SnesToRgb", "snes_to_rgb", "ColorToRgb", "expand_color", "Bgr555ToRgb"))
    returns = "uint32_t" if packed else f"std::array<uint8_t, {3 + alpha}>"
    function = Function(returns, name, ((BYTES, "rom"), ("int", "index")) if base else (("uint16_t", "color"),))
    said, formula, why = SCALES[scale]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        color, index = rng.choice((rng.randrange(0x10000), rng.randrange(0x8000), 0x7FFF, 0)), rng.randrange(128)
        parts = [color & 31, color >> 5 & 31, color >> 10 & 31]
        wide = [{"shift": part * 8, "repeat": part * 8 + part // 4, "exact": part * 255 // 31}[scale] for part in parts]
        wide = wide if order == "RGB" else wide[::-1]
        result: Value = int.from_bytes(bytes([255] * alpha + wide)) if packed else wide + [255] * alpha
        given: list[Value] = (
            [rom(base + 256, {base + 2 * index: color.to_bytes(2, "little")}), index] if base else [color]
        )
        return given, [result]

    first, third = ("r", "b") if order == "RGB" else ("b", "r")
    whole = f"{first} << 16 | g << 8 | {third}"
    reference = cpp(
        """
        @signature {
        @read  uint32_t r = color & 31, g = color >> 5 & 31, b = color >> 10 & 31;
          r = @r;
          g = @g;
          b = @b;
          return @result;
        }
        """,
        signature=function.signature,
        read=f"  size_t at = {hexadecimal(base)} + index * 2;\n  uint16_t color = rom[at] | rom[at + 1] << 8;\n"
        if base
        else "",
        r=formula.format("r"),
        g=formula.format("g"),
        b=formula.format("b"),
        result=("0xFF000000 | " if alpha else "") + whole
        if packed
        else "{"
        + ", ".join(f"static_cast<uint8_t>({part})" for part in (first, "g", third))
        + (", 255" if alpha else "")
        + "}",
    )
    shape = "A" * alpha + order if packed else order + "A" * alpha
    target = (
        f"one number 0x{''.join(letter * 2 for letter in shape)}"
        if packed
        else f"an array in the order {', '.join(shape)}"
    )
    opaque = " Alpha is 255." if alpha else ""
    source = f"colour number `index` of the palette at offset {hexadecimal(base)} of `rom`" if base else "a SNES colour"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that converts {source} (BGR555) to {target}, widening each component by "
            f"{said}.{opaque}",
            f"Expand {source} from 15 bits to 8 bits a component by {said}, as {target}.{opaque}",
            f"BGR555 -> {shape}: {source}; result {target}; 5 to 8 bits by {said}.{opaque}",
            f"My palette viewer needs {source} as {target}. Widen 5-bit components to 8 by {said}.{opaque}",
        ),
        references=(reference,),
        case=case,
        parameters={"scale": scale, "order": order, "alpha": int(alpha), "base": base, "packed": int(packed)},
        explanation="The low five bits of the little-endian word are red, then green, then blue. " + why,
    )
