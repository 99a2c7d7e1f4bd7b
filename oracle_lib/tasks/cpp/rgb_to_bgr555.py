"""Reduces 24-bit colours to 15-bit SNES colours, as numbers or written into a ROM's palette."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "palettes"

ROUNDINGS = {
    "truncate": ("dropping the low three bits of each component", "{} >> 3"),
    "nearest": ("rounding each component to the nearest of 32 levels ((x * 31 + 127) / 255)", "({} * 31 + 127) / 255"),
    "saturate": (
        "adding 4 to each component, limiting it to 255 and dropping its low three bits",
        "std::min({} + 4, 255) >> 3",
    ),
}


def draw(rng: random.Random) -> Problem:
    rounding = rng.choice(tuple(ROUNDINGS))
    packed = rng.random() < 0.5
    base = rng.choice((0, rng.randrange(0x10, 0x7000) * 0x10))
    name = rng.choice(("RgbToSnes", "rgb_to_snes", "ToBgr555", "pack_color", "WriteColor" if base else "SnesColor"))
    color = (("uint32_t", "rgb"),) if packed else (("uint8_t", "red"), ("uint8_t", "green"), ("uint8_t", "blue"))
    place = (("std::vector<uint8_t>&", "rom"), ("int", "index")) if base else ()
    function = Function("void" if base else "uint16_t", name, (*place, *color))
    said, formula = ROUNDINGS[rounding]

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        parts = [rng.choice((rng.randrange(256), 255, 0, 252, 7)) for _ in range(3)]
        small = [
            {"truncate": part // 8, "nearest": (part * 31 + 127) // 255, "saturate": min(part + 4, 255) // 8}[rounding]
            for part in parts
        ]
        value = small[0] | small[1] << 5 | small[2] << 10
        given: list[Value] = [int.from_bytes(bytes(parts))] if packed else list(parts)
        if not base:
            return given, [value]
        index = rng.randrange(100)
        after = rom(base + 256, {base + 2 * index: value.to_bytes(2, "little")})
        return [rom(base + 256), index, *given], [after]

    red, green, blue = (
        ("(rgb >> 16 & 0xFF)", "(rgb >> 8 & 0xFF)", "(rgb & 0xFF)") if packed else ("red", "green", "blue")
    )
    if packed and rounding == "saturate":
        red, green, blue = (f"int{part}" for part in (red, green, blue))
    if base:
        offset = hexadecimal(base)
        result = f"size_t at = {offset} + index * 2;\n  rom[at] = color & 0xFF;\n  rom[at + 1] = color >> 8;  // little-endian"
    else:
        result = "return r | g << 5 | b << 10;"
    reference = cpp(
        """
        @signature {
          int r = @red;
          int g = @green;
          int b = @blue;
        @color  @result
        }
        """,
        signature=function.signature,
        red=formula.format(red),
        green=formula.format(green),
        blue=formula.format(blue),
        color="  int color = r | g << 5 | b << 10;\n" if base else "",
        result=result,
    )
    source = "0xRRGGBB" if packed else "a red, green and blue byte"
    target = f"a SNES palette colour, stored as entry `index` of the palette at offset {hexadecimal(base)} of `rom`"
    target = target if base else "a SNES BGR555 colour"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that converts {source} to {target} by {said}.",
            f"Turn {source} into {target}, {said}.",
            f"RGB888 -> BGR555: {source} to {target}, {said}.",
            f"My palette editor works in 24 bits. Convert {source} to {target} by {said}.",
        ),
        references=(reference,),
        case=case,
        parameters={"rounding": rounding, "packed": int(packed), "base": base},
        explanation="Red goes to bits 0-4, green to bits 5-9 and blue to bits 10-14; bit 15 stays clear.",
    )
