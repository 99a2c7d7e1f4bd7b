"""Changes attributes of every tilemap word that fits a condition, in place."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    palette, other = rng.sample(range(8), 2)
    lowest = rng.randrange(0x10, 0x300)
    amount = rng.randrange(1, 0x100)
    condition = rng.choice(("every", "palette", "tile", "priority", "flipped"))
    action = rng.choice(("palette", "priority", "clear priority", "toggle h", "toggle v", "shift tile"))
    name = rng.choice(("EditTilemap", "recolor_map", "ChangeTiles", "update_entries", "PatchTilemap"))
    function = Function("void", name, (("std::vector<uint16_t>&", "tilemap"),))

    def fits(word: int) -> bool:
        tile, color, priority, flips = word % 1024, word // 1024 % 8, word // 8192 % 2, word // 16384
        truth = {"every": 1, "palette": color == other, "tile": tile >= lowest, "priority": priority, "flipped": flips}
        return bool(truth[condition])

    def change(word: int) -> int:
        tile, color, priority, flips = word % 1024, word // 1024 % 8, word // 8192 % 2, word // 16384
        color = palette if action == "palette" else color
        priority = 1 if action == "priority" else 0 if action == "clear priority" else priority
        flips = flips ^ 1 if action == "toggle h" else flips ^ 2 if action == "toggle v" else flips
        tile = (tile + amount) % 1024 if action == "shift tile" else tile
        return tile + color * 1024 + priority * 8192 + flips * 16384

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        words = [rng.randrange(0x10000) for _ in range(rng.randrange(4, 16))]
        words += [lowest - 1, lowest, other << 10 | 5, 0x2000, 0x8000, 0]
        return [words], [[change(word) if fits(word) else word for word in words]]

    test, when = {
        "every": ("", "every entry"),
        "palette": (f"(word >> 10 & 7) == {other}", f"the entries with palette {other}"),
        "tile": (
            f"(word & 0x3FF) >= {hexadecimal(lowest)}",
            f"the entries with a tile number of {hexadecimal(lowest)} or more",
        ),
        "priority": ("(word & 0x2000) != 0", "the entries with the priority bit set"),
        "flipped": ("(word & 0xC000) != 0", "the entries that are flipped in either direction"),
    }[condition]
    statement, said = {
        "palette": (f"word = (word & ~0x1C00) | {palette} << 10;", f"set the palette to {palette}"),
        "priority": ("word |= 0x2000;", "set the priority bit"),
        "clear priority": ("word &= ~0x2000;", "clear the priority bit"),
        "toggle h": ("word ^= 0x4000;", "toggle the horizontal flip"),
        "toggle v": ("word ^= 0x8000;", "toggle the vertical flip"),
        "shift tile": (
            f"word = (word & 0xFC00) | ((word + {hexadecimal(amount)}) & 0x3FF);",
            f"add {hexadecimal(amount)} to the tile number, modulo 1024",
        ),
    }[action]
    reference = cpp(
        """
        @signature {
          for (uint16_t& word : tilemap)
            @test@statement
        }
        """,
        signature=function.signature,
        test=f"if ({test}) " if test else "",
        statement=statement,
    )
    other_way = cpp(
        """
        @signature {
          std::transform(tilemap.begin(), tilemap.end(), tilemap.begin(), [](uint16_t word) {
            @test@statement
            return word;
          });
        }
        """,
        signature=function.signature,
        test=f"if ({test}) " if test else "",
        statement=statement,
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that changes a SNES tilemap (vhopppcc cccccccc) in place: {said} for {when}.",
            f"In `tilemap` (words vhopppcc cccccccc), {said} for {when}; leave everything else alone.",
            f"{when}: {said}. Words are vhopppcc cccccccc, changed in place.",
            f"I want to {said} for {when} of my tilemap, in place. The words are vhopppcc cccccccc.",
        ),
        references=(reference, other_way),
        case=case,
        parameters={
            "condition": condition,
            "action": action,
            "palette": palette * (action == "palette"),
            "other": other * (condition == "palette"),
            "lowest": lowest * (condition == "tile"),
            "amount": amount * (action == "shift tile"),
        },
        explanation="Masking keeps the fields that must not change: tile in bits 0-9, palette in 10-12, priority in 13, flips in 14 and 15.",
    )
