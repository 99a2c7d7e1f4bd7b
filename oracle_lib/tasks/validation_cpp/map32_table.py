"""Reads or writes an entry of a packed map32 table: four 12-bit map16 numbers in six bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "maps"


def packed(numbers: list[int], high_first: bool) -> bytes:
    """Six bytes: the four low bytes, then the upper four bits of the first two and of the last two numbers."""
    a, b, c, d = (number >> 8 for number in numbers)
    nibbles = [a << 4 | b, c << 4 | d] if high_first else [b << 4 | a, d << 4 | c]
    return bytes([*(number & 0xFF for number in numbers), *nibbles])


def draw(rng: random.Random) -> Problem:
    base = rng.randrange(0x10, 0x1000) * 0x80
    high_first = rng.random() < 0.7
    action = rng.choice(("read", "read", "group", "corners", "write"))
    spacing = rng.randrange(1, 8) * 0x300
    function = Function(
        {"read": "uint16_t", "write": "void"}.get(action, "std::array<uint16_t, 4>"),
        rng.choice(
            {
                "read": ("Map16Of", "map32_corner", "ReadMap32", "GetTile16"),
                "group": ("ReadMap32Group", "unpack_map32"),
                "corners": ("Map32Corners", "tile32_to_tile16"),
                "write": ("WriteMap32", "set_map32", "PutTile16"),
            }[action]
        ),
        {
            "read": ((BYTES, "rom"), ("int", "map32")),
            "group": ((BYTES, "rom"), ("int", "group")),
            "corners": ((BYTES, "rom"), ("int", "map32")),
            "write": (("std::vector<uint8_t>&", "rom"), ("int", "map32"), ("uint16_t", "map16")),
        }[action],
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        index, value = rng.randrange(120), rng.randrange(0x1000)
        tables = 4 if action == "corners" else 1
        entries = [[rng.randrange(0x1000) for _ in range(4)] for _ in range(tables)]
        group = index if action == "group" else index // 4

        def image(entries: list[list[int]]) -> Value:
            places = {base + table * spacing + group * 6: packed(row, high_first) for table, row in enumerate(entries)}
            return rom(base + tables * spacing + 0x300, places)

        if action == "write":
            after = [[value if place == index % 4 else number for place, number in enumerate(entries[0])]]
            return [image(entries), index, value], [image(after)]
        results: dict[str, Value] = {
            "read": entries[0][index % 4],
            "group": entries[0],
            "corners": [row[index % 4] for row in entries],
        }
        return [image(entries), index], [results[action]]

    first, second = ("4", "0") if high_first else ("0", "4")
    start = f"{hexadecimal(base)} + map32 / 4 * 6"
    nibble = f"(map32 % 2 ? {second} : {first})"
    bodies = {
        "read": """
          const uint8_t* group = &rom[@start];
          int place = map32 % 4;
          int high = group[4 + place / 2] >> @nibble & 0xF;  // two upper halves share a byte
          return high << 8 | group[place];
        """,
        "group": """
          const uint8_t* packed = &rom[@base + group * 6];
          std::array<uint16_t, 4> numbers{};
          for (int i = 0; i < 4; ++i) {
            int high = packed[4 + i / 2] >> @nibble & 0xF;  // two upper halves share a byte
            numbers[i] = high << 8 | packed[i];
          }
          return numbers;
        """,
        "corners": """
          std::array<uint16_t, 4> corners{};
          int place = map32 % 4;
          for (int corner = 0; corner < 4; ++corner) {
            const uint8_t* group = &rom[@base + corner * @spacing + map32 / 4 * 6];
            int high = group[4 + place / 2] >> @nibble & 0xF;  // two upper halves share a byte
            corners[corner] = high << 8 | group[place];
          }
          return corners;
        """,
        "write": """
          uint8_t* group = &rom[@start];
          int place = map32 % 4, shift = @nibble;
          group[place] = map16 & 0xFF;
          uint8_t& high = group[4 + place / 2];  // shared with the neighbour
          high = (high & ~(0xF << shift)) | (map16 >> 8 & 0xF) << shift;
        """,
    }
    reference = cpp(
        "\n        @signature {" + bodies[action].rstrip() + "\n        }",
        signature=function.signature,
        start=start,
        base=hexadecimal(base),
        spacing=hexadecimal(spacing),
        nibble=nibble.replace("map32", "i") if action == "group" else nibble,
    )
    order = "the first of each pair in the upper half" if high_first else "the first of each pair in the lower half"
    layout = (
        f"Each group of four entries takes six bytes: four low bytes, then two bytes with the upper four bits of entries 0 and 1 "
        f"and of entries 2 and 3, {order}"
    )
    where = f"at offset {hexadecimal(base)} of `rom`"
    said = {
        "read": f"returns entry `map32` of the packed 12-bit map32 table {where}",
        "group": f"unpacks group `group` of the packed 12-bit map32 table {where} into its four numbers",
        "corners": f"returns the four map16 numbers of tile `map32`; the packed tables of the upper left, upper right, lower left and "
        f"lower right corners start {where} and are {hexadecimal(spacing)} bytes apart",
        "write": f"stores the 12-bit number `map16` as entry `map32` of the packed map32 table {where}",
    }[action]
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {layout}.",
            f"For an overworld editor: a function that {said}. {layout}.",
            f"{layout}. Write a function that {said}.",
            f"I need a C++ function that {said}. {layout}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "base": base,
            "high_first": int(high_first),
            "action": action,
            "spacing": spacing * (action == "corners"),
        },
        explanation="Four 12-bit numbers fit six bytes: index / 4 finds the group, index % 4 the low byte and the half of the shared byte.",
    )
