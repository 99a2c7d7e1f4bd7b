"""Says which tile numbers or palettes a tilemap uses: counts, a free number, the most frequent one."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    action = rng.choice(("counts", "free", "most", "palettes", "distinct"))
    low = rng.choice((0, rng.randrange(1, 0x3C) * 0x10))
    size = rng.choice((8, 16, 32, 64))
    of = rng.choice(("all", "all", "priority", "no priority", "palette"))
    palette = rng.randrange(8)
    if action == "palettes" and of == "palette":
        of = "priority"
    low = min(low, 0x400 - size)
    returns = {"counts": f"std::array<int, {size}>", "palettes": "uint8_t"}.get(action, "int")
    names = {
        "counts": ("CountTiles", "tile_counts", "TileUsage"),
        "free": ("FreeTile", "first_unused_tile"),
        "most": ("CommonTile", "most_used_tile"),
        "palettes": ("PalettesUsed", "palette_mask"),
        "distinct": ("DistinctTiles", "count_used_tiles"),
    }[action]
    function = Function(returns, rng.choice(names), (("const std::vector<uint16_t>&", "tilemap"),))

    def counts(word: int) -> bool:
        seen = {
            "all": True,
            "priority": word & 0x2000,
            "no priority": not word & 0x2000,
            "palette": word // 1024 % 8 == palette,
        }
        return bool(seen[of]) and low <= word % 1024 < low + size

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        numbers = [
            rng.choice((rng.randrange(0x400), low + rng.randrange(size))) for _ in range(rng.choice((0, 8, 20, 40)))
        ]
        numbers += [low, low + size - 1, low - 1, low + size][rng.choice((0, 1, 4)) :] * rng.choice((1, 2))
        numbers += range(low, low + rng.choice((0, 3, size // 2, size)))
        words = [number % 1024 + rng.randrange(64) * 1024 for number in numbers]
        if of == "palette":
            words = [word & ~0x1C00 | (rng.choice((palette, palette, rng.randrange(8))) << 10) for word in words]
        rng.shuffle(words)
        kept = [word for word in words if counts(word)]
        used = [word % 1024 for word in kept]
        free = [number for number in range(low, low + size) if number not in used]
        results: dict[str, Value] = {
            "counts": [used.count(number) for number in range(low, low + size)],
            "free": free[0] if free else -1,
            "most": max(range(low, low + size), key=used.count) if used else -1,
            "palettes": sum(1 << number for number in {word // 1024 % 8 for word in kept}),
            "distinct": len(set(used)),
        }
        return [words], [results[action]]

    mask = {
        "all": "",
        "priority": "    if (!(word & 0x2000)) continue;\n",
        "no priority": "    if (word & 0x2000) continue;\n",
        "palette": f"    if ((word >> 10 & 7) != {palette}) continue;\n",
    }[of]
    tile = f"(word & 0x3FF) - {hexadecimal(low)}" if low else "word & 0x3FF"
    inside = f"tile >= 0 && tile < {hexadecimal(size)}" if low else f"tile < {hexadecimal(size)}"
    plus = f" + {hexadecimal(low)}" if low else ""
    begin, each, end = {
        "counts": (f"std::array<int, {size}> counts{{}};", "++counts[tile];", "return counts;"),
        "free": (
            f"std::array<bool, {size}> used{{}};",
            "used[tile] = true;",
            f"for (int i = 0; i < {size}; ++i)\n    if (!used[i]) return i{plus};\n  return -1;",
        ),
        "most": (
            f"std::array<int, {size}> counts{{}};",
            "++counts[tile];",
            f"auto most = std::max_element(counts.begin(), counts.end());\n  return *most ? most - counts.begin(){plus} : -1;",
        ),
        "palettes": ("uint8_t palettes = 0;", "palettes |= 1 << (word >> 10 & 7);", "return palettes;"),
        "distinct": (
            f"std::array<bool, {size}> used{{}};",
            "used[tile] = true;",
            "return std::count(used.begin(), used.end(), true);",
        ),
    }[action]
    reference = cpp(
        """
        @signature {
          @begin
          for (uint16_t word : tilemap) {
        @mask    int tile = @tile;
            if (@inside) @each
          }
          @end
        }
        """,
        signature=function.signature,
        begin=begin,
        mask=mask,
        tile=tile,
        inside=inside,
        each=each,
        end=end,
    )
    numbers = f"tile numbers {hexadecimal(low)} to {hexadecimal(low + size - 1)}"
    said = {
        "counts": f"returns how often each of the {numbers} occurs in a tilemap",
        "free": f"returns the lowest of the {numbers} that no entry of a tilemap uses, or -1 if all are used",
        "most": f"returns the one of the {numbers} that most entries of a tilemap use (of equal ones the lowest, -1 if none is used)",
        "palettes": f"returns the palettes that entries with {numbers} of a tilemap use, bit n for palette n",
        "distinct": f"returns how many of the {numbers} a tilemap uses",
    }[action]
    only = {
        "all": "",
        "priority": " Only entries with the priority bit (bit 13) count.",
        "no priority": " Entries with the priority bit (bit 13) don't count.",
        "palette": f" Only entries with palette {palette} count.",
    }[of]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said} (words vhopppcc cccccccc).{only}",
            f"I need a function that {said}; its words are vhopppcc cccccccc.{only}",
            f"vhopppcc cccccccc: a function that {said}.{only}",
            f"To tidy up my graphics I want a function that {said}, whose words are vhopppcc cccccccc.{only}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "low": low,
            "size": size,
            "of": of,
            "palette": palette if of == "palette" else -1,
        },
        explanation="The tile number is the low ten bits of a word; what lies outside the range is passed over.",
    )
