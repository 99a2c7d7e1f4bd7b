"""Takes one or several fields out of a tilemap word (vhopppcc cccccccc)."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "tile properties"

FIELDS = {
    "tile": (0, 0x3FF, "the tile number (bits 0-9)"),
    "palette": (10, 7, "the palette (bits 10-12)"),
    "priority": (13, 1, "the priority bit (bit 13)"),
    "hflip": (14, 1, "the horizontal flip bit (bit 14)"),
    "vflip": (15, 1, "the vertical flip bit (bit 15)"),
}


def draw(rng: random.Random) -> Problem:
    fields = rng.sample(tuple(FIELDS), rng.choice((1, 2, 3, 5)))
    base = rng.choice((0, rng.randrange(0x10, 0x1000) * 0x20))
    cgram = "palette" in fields and rng.random() < 0.4
    names = {1: f"Get{fields[0].capitalize()}", 2: "SplitWord", 3: "TileProperties", 5: "UnpackTile"}
    name = rng.choice((names[len(fields)], "unpack_word", "ReadTileInfo", "decode_entry"))
    single = len(fields) == 1
    returns = "uint16_t" if single else f"std::array<uint16_t, {len(fields)}>"
    function = Function(returns, name, ((BYTES, "rom"), ("int", "index")) if base else (("uint16_t", "word"),))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        word, index = rng.choice((rng.randrange(0x10000), 1 << rng.randrange(16))), rng.randrange(64)
        taken = [
            (word // (1 << FIELDS[field][0]) & FIELDS[field][1]) * (16 if cgram and field == "palette" else 1)
            for field in fields
        ]
        given: list[Value] = (
            [rom(base + 128, {base + 2 * index: word.to_bytes(2, "little")}), index] if base else [word]
        )
        return given, [taken[0] if single else taken]

    def taken(field: str) -> str:
        shift, mask, _ = FIELDS[field]
        part = f"word >> {shift}" if shift == 15 else f"word >> {shift} & {hexadecimal(mask) if mask > 9 else mask}"
        part = part if shift else f"word & {hexadecimal(mask)}"
        return f"({part}) * 16" if cgram and field == "palette" else part

    parts = [taken(field) if single else f"static_cast<uint16_t>({taken(field)})" for field in fields]
    listed = "".join(f"    {part},  // {field}\n" for part, field in zip(parts, fields, strict=True))
    reference = cpp(
        """
        @signature {
        @read  return @result;
        }
        """,
        signature=function.signature,
        read=f"  size_t at = {hexadecimal(base)} + index * 2;\n  uint16_t word = rom[at] | rom[at + 1] << 8;\n"
        if base
        else "",
        result=parts[0] if single else f"{{\n{listed}  }}",
    )
    said = [
        FIELDS[field][2] + (" times 16, as a CGRAM index" if cgram and field == "palette" else "") for field in fields
    ]
    wanted = said[0] if single else ", ".join(said[:-1]) + " and " + said[-1] + ", in this order"
    source = f"entry `index` of the tilemap at offset {hexadecimal(base)} of `rom`" if base else "a SNES tilemap word"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns {wanted}, from {source} (vhopppcc cccccccc).",
            f"From {source}, layout vhopppcc cccccccc, extract {wanted}.",
            f"vhopppcc cccccccc, {source}: give {wanted}.",
            f"My map viewer has to interpret {source}. I need {wanted}.",
        ),
        references=(reference,),
        case=case,
        parameters={"fields": " ".join(fields), "base": base, "cgram": int(cgram)},
        explanation="A tilemap word holds the tile number in its low ten bits, then palette, priority and the two flips."
        + (" It is stored with the low byte first." if base else ""),
    )
