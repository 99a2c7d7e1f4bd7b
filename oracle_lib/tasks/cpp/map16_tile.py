"""Looks a map16 tile up: eight bytes, the words of its four 8x8 tiles."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "maps"

CORNERS = ("upper left", "upper right", "lower left", "lower right")


def draw(rng: random.Random) -> Problem:
    base = rng.randrange(0x10, 0x1000) * 0x80
    action = rng.choice(("words", "pixel", "corner", "palette", "mirror"))
    corner = rng.randrange(4)
    palette = rng.randrange(8)
    changes = action in ("palette", "mirror")
    more = {"pixel": (("int", "x"), ("int", "y"))}.get(action, ())
    function = Function(
        {"words": "std::array<uint16_t, 4>", "palette": "void", "mirror": "void"}.get(action, "uint16_t"),
        rng.choice(
            {
                "words": ("ReadMap16", "tile16_words", "GetTile16"),
                "pixel": ("WordAt", "tile_at", "Tile8At"),
                "corner": ("CornerTile", "tile8_of"),
                "palette": ("RecolorMap16", "set_tile16_palette"),
                "mirror": ("MirrorMap16", "flip_tile16"),
            }[action]
        ),
        (("std::vector<uint8_t>&" if changes else BYTES, "rom"), ("int", "map16"), *more),
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        index, x, y = rng.randrange(200), rng.randrange(16), rng.randrange(16)
        words = [rng.randrange(0x10000) for _ in range(4)]

        def image(words: list[int]) -> Value:
            return rom(base + 0x800, {base + index * 8: b"".join(word.to_bytes(2, "little") for word in words)})

        if action == "palette":
            return [image(words), index], [image([word & 0xE3FF | palette << 10 for word in words])]
        if action == "mirror":
            return [image(words), index], [image([words[place ^ 1] ^ 0x4000 for place in range(4)])]
        if action == "pixel":
            return [image(words), index, x, y], [words[y // 8 * 2 + x // 8]]
        return [image(words), index], [words if action == "words" else words[corner] & 0x3FF]

    bodies = {
        "words": """
          const uint8_t* tile = &rom[@base + map16 * 8];
          std::array<uint16_t, 4> words{};
          for (int i = 0; i < 4; ++i) words[i] = tile[i * 2] | tile[i * 2 + 1] << 8;
          return words;
        """,
        "pixel": """
          int corner = y / 8 * 2 + x / 8;
          size_t at = @base + map16 * 8 + corner * 2;
          return rom[at] | rom[at + 1] << 8;
        """,
        "corner": """
          size_t at = @base + map16 * 8@corner;
          return (rom[at] | rom[at + 1] << 8) & 0x3FF;
        """,
        "palette": """
          for (int i = 0; i < 4; ++i) {
            uint8_t& high = rom[@base + map16 * 8 + i * 2 + 1];  // vhopppcc
            high = (high & ~0x1C) | @palette << 2;
          }
        """,
        "mirror": """
          uint8_t* tile = &rom[@base + map16 * 8];
          for (int row = 0; row < 8; row += 4) {
            std::swap_ranges(tile + row, tile + row + 2, tile + row + 2);
            tile[row + 1] ^= 0x40;  // horizontal flip
            tile[row + 3] ^= 0x40;
          }
        """,
    }
    reference = cpp(
        "\n        @signature {" + bodies[action].rstrip() + "\n        }",
        signature=function.signature,
        base=hexadecimal(base),
        corner=f" + {corner * 2}" if corner else "",
        palette=palette,
    )
    layout = (
        f"The map16 table at offset {hexadecimal(base)} of `rom` has eight bytes a tile: the little-endian words (vhopppcc cccccccc) "
        "of the upper left, upper right, lower left and lower right 8x8 tile"
    )
    said = {
        "words": "returns the four words of tile `map16`",
        "pixel": "returns the word of the 8x8 tile that covers pixel (`x`, `y`), 0 to 15, of tile `map16`",
        "corner": f"returns the 8x8 tile number (without attributes) in the {CORNERS[corner]} corner of tile `map16`",
        "palette": f"sets the palette of all four parts of tile `map16` to {palette}",
        "mirror": "mirrors tile `map16` horizontally: its columns change places and every part toggles its horizontal flip",
    }[action]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {layout}.",
            f"{layout}. I need a C++ function that {said}.",
            f"Tile16 helper: it {said}. {layout}.",
            f"For a map editor, write a function that {said}. {layout}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "base": base,
            "action": action,
            "corner": corner * (action == "corner"),
            "palette": palette * (action == "palette"),
        },
        explanation="Every map16 entry is eight bytes long, so its address is the table plus eight times its number.",
    )
