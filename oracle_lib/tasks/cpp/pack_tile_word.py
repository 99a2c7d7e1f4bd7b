"""Puts a tilemap word together from its fields, some of them fixed by the task."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    palette = rng.choice((None, rng.randrange(8)))
    priority = rng.choice((None, 0, 1))
    flips = rng.choice(("both", "both", "h", "v", "none"))
    offset = rng.choice((0, rng.randrange(1, 64) * 16))
    as_bytes = rng.random() < 0.4
    name = rng.choice(("PackTile", "make_word", "TileWord", "encode_entry", "ToTilemap"))
    parameters = [("uint16_t", "tile")]
    parameters += [("uint8_t", "palette")] if palette is None else []
    parameters += [("bool", "priority")] if priority is None else []
    parameters += [("bool", "hflip")] if flips in ("both", "h") else []
    parameters += [("bool", "vflip")] if flips in ("both", "v") else []
    function = Function("std::array<uint8_t, 2>" if as_bytes else "uint16_t", name, tuple(parameters))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        given = {
            "tile": rng.choice((rng.randrange(0x400), 0x3FF, 0)),
            "palette": rng.randrange(8),
            "priority": rng.randrange(2),
            "hflip": rng.randrange(2),
            "vflip": rng.randrange(2),
        }
        names = [name for _, name in parameters]
        word = (given["tile"] + offset) % 1024
        word += (given["palette"] if palette is None else palette) * 1024
        word += (given["priority"] if priority is None else priority) * 8192
        word += given["hflip"] * ("hflip" in names) * 16384 + given["vflip"] * ("vflip" in names) * 32768
        return [given[name] for name in names], [list(word.to_bytes(2, "little")) if as_bytes else word]

    fixed = (palette or 0) << 10 | (priority or 0) << 13
    parts = [f"((tile + {hexadecimal(offset)}) & 0x3FF)" if offset else "(tile & 0x3FF)"]
    parts += ["(palette & 7) << 10"] if palette is None else []
    parts += ["priority << 13"] if priority is None else []
    parts += ["hflip << 14"] if flips in ("both", "h") else []
    parts += ["vflip << 15"] if flips in ("both", "v") else []
    parts += [hexadecimal(fixed)] if fixed else []
    whole = " | ".join(parts)
    reference = cpp(
        "@signature {\n  @body\n}",
        signature=function.signature,
        body=f"uint16_t word = {whole};\n  return {{static_cast<uint8_t>(word & 0xFF), static_cast<uint8_t>(word >> 8)}};"
        if as_bytes
        else f"return {whole};",
    )
    rules = [f"the tile number is `tile` plus {hexadecimal(offset)}, modulo 1024"] if offset else []
    rules += [f"the palette is always {palette}"] if palette is not None else []
    rules += [f"the priority bit is always {priority}"] if priority is not None else []
    rules += {"both": [], "h": ["vflip is 0"], "v": ["hflip is 0"], "none": ["both flips are 0"]}[flips]
    note = f" Here {', '.join(rules)}." if rules else ""
    shape = "two bytes, low byte first" if as_bytes else "a 16-bit word"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that packs tile attributes into a SNES tilemap entry (vhopppcc cccccccc), returned as {shape}.{note}",
            f"Build the tilemap entry vhopppcc cccccccc as {shape}.{note}",
            f"vhopppcc cccccccc from fields; result {shape}.{note}",
            f"My map editor stores tiles with separate attributes. Turn them into the SNES's tilemap format, {shape}.{note}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "palette": -1 if palette is None else palette,
            "priority": -1 if priority is None else priority,
            "flips": flips,
            "offset": offset,
            "as_bytes": int(as_bytes),
        },
        explanation="The tile number takes ten bits, the palette three, and priority, horizontal and vertical flip one each.",
    )
