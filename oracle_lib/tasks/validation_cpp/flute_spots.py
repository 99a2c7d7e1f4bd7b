"""Reads or changes the spots where the flute's bird lands: five tables in a row, one for each property of a spot."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "overworld"

FIELDS = ("area", "player's x", "player's y", "scroll x", "scroll y")


def draw(rng: random.Random) -> Problem:
    count = rng.choice((8, 9, 9, 10, 12))
    base = rng.randrange(0x400, 0x20000) * 2
    order = rng.sample(FIELDS, len(FIELDS))
    action = rng.choice(("read", "read", "seen", "swap", "place"))
    wanted = rng.sample(FIELDS, rng.choice((2, 3)))
    left, above = rng.choice((112, 120, 128)), rng.choice((96, 104, 112, 120))
    function = Function(
        {"read": f"std::array<uint16_t, {len(wanted)}>", "seen": "int"}.get(action, "void"),
        rng.choice(
            {
                "read": ("ReadSpot", "landing_spot", "GetBirdLocation"),
                "seen": ("SpotInView", "spot_showing"),
                "swap": ("SwapSpots", "exchange_spots"),
                "place": ("PlaceSpot", "move_landing_spot", "SetBirdLocation"),
            }[action]
        ),
        {
            "read": ((BYTES, "rom"), ("int", "spot")),
            "seen": ((BYTES, "rom"), ("int", "x"), ("int", "y")),
            "swap": (("std::vector<uint8_t>&", "rom"), ("int", "a"), ("int", "b")),
            "place": (
                ("std::vector<uint8_t>&", "rom"),
                ("int", "spot"),
                ("int", "area"),
                ("int", "x"),
                ("int", "y"),
            ),
        }[action],
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        spots = [{field: rng.randrange(16, 0x1000) for field in FIELDS} for _ in range(count)]
        spot = rng.randrange(count)

        def image() -> Value:
            words = [one[field].to_bytes(2, "little") for field in order for one in spots]
            return rom(base + 0x100, {base: b"".join(words)})

        if action == "read":
            return [image(), spot], [[spots[spot][field] for field in wanted]]
        before = image()
        if action == "seen":
            x = spots[spot]["scroll x"] + rng.choice((0, 255, 256, -1, rng.randrange(256)))
            y = spots[spot]["scroll y"] + rng.choice((223, 0, rng.randrange(224), -1, 224))
            seen = (
                number
                for number, one in enumerate(spots)
                if x - one["scroll x"] in range(256) and y - one["scroll y"] in range(224)
            )
            return [before, x, y], [next(seen, -1)]
        if action == "swap":
            other = (spot + rng.randrange(1, count)) % count
            spots[spot], spots[other] = spots[other], spots[spot]
            return [before, spot, other], [image()]
        row, column = rng.randrange(8), rng.randrange(8)
        x, y = (place * 512 + rng.choice((0, 8, 500, 130, rng.randrange(512))) for place in (column, row))
        corner = max(column * 512, x - left), max(row * 512, y - above)
        spots[spot] = dict(zip(FIELDS, (row * 8 + column, x, y, *corner), strict=True))
        return [before, spot, row * 8 + column, x, y], [image()]

    size = count * 2
    left_at, top_at = (order.index(field) * size for field in ("scroll x", "scroll y"))
    written = {
        "area": "area",
        "player's x": "x",
        "player's y": "y",
        "scroll x": f"std::max(x - {left}, area % 8 * 512)",
        "scroll y": f"std::max(y - {above}, area / 8 * 512)",
    }
    reference = cpp(
        {
            "read": """
            @signature {
              auto word = [&](int table) {
                size_t at = @base + table * @size + spot * 2;
                return static_cast<uint16_t>(rom[at] | rom[at + 1] << 8);
              };
              return {@words};
            }
            """,
            "seen": """
            @signature {
              for (int spot = 0; spot < @count; ++spot) {
                const uint8_t* words = &rom[@base + spot * 2];
                int left = words[@left] | words[@left_high] << 8;
                int top = words[@top] | words[@top_high] << 8;
                if (left <= x && x < left + 256 && top <= y && y < top + 224) return spot;
              }
              return -1;
            }
            """,
            "swap": """
            @signature {
              for (int table = 0; table < 5; ++table) {
                uint8_t* words = &rom[@base + table * @size];
                std::swap_ranges(words + a * 2, words + a * 2 + 2, words + b * 2);
              }
            }
            """,
            "place": """
            @signature {
              int values[] = {@values};
              for (int table = 0; table < 5; ++table) {
                size_t at = @base + table * @size + spot * 2;
                rom[at] = values[table] & 0xFF;
                rom[at + 1] = values[table] >> 8;
              }
            }
            """,
        }[action],
        signature=function.signature,
        base=hexadecimal(base),
        size=size,
        count=count,
        words=", ".join(f"word({order.index(field)})" for field in wanted),
        left=left_at,
        left_high=left_at + 1,
        top=top_at,
        top_high=top_at + 1,
        values=", ".join(written[field] for field in order),
    )
    start = hexadecimal(base)
    goal = {
        "read": f"return the {', the '.join(wanted[:-1])} and the {wanted[-1]} of spot `spot`, in this order",
        "seen": "find the first spot whose view shows the world's pixel (`x`, `y`), or -1 if none does",
        "swap": "let the spots `a` and `b`, two different ones, change places with all that belongs to them",
        "place": "move spot `spot` to area `area`, with the player at the world's pixel (`x`, `y`)",
    }[action]
    rule = {
        "read": "",
        "seen": " A view begins at the spot's scroll x and scroll y and is 256 pixels wide and 224 high.",
        "swap": "",
        "place": f" The new scroll x is {left} less than `x`, but never left of the area's left edge, and the new scroll y is {above} less "
        "than `y`, but never above the area's upper edge; areas are 512 pixels wide and high, and 0 to 63 are eight rows of 8.",
    }[action]
    tables = f"{', '.join(order[:-1])} and {order[-1]}"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function for the {count} spots where the flute's bird lands: {goal}.{rule} The properties of the spots are kept "
            f"apart, in five tables that follow each other without gaps from offset {start} of `rom`: {tables}. Each has a 16-bit word, low "
            "byte first, for every spot.",
            f"Flute spots, {count} of them, in `rom`. {start}: {count} little-endian words for the {order[0]}, then {count} each for the "
            f"{', the '.join(order[1:])}. Task: {goal}.{rule}",
            f"How do I {goal}?{rule} It is about the bird that the flute calls. At {start} in `rom` begin five tables, one right behind the "
            f"other, in this order: {tables}. All hold one word (two bytes, the lower first) per landing spot, and there are {count} spots.",
            f"In my overworld editor users drag the bird's landing spots around, and I have to {goal}.{rule} The ROM has no records, but a "
            f"table for each property, {count} words long (little-endian, a word a spot): {tables}. The first table is at offset {start}, "
            "and each of the others starts where the one before it ends.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "count": count,
            "base": base,
            "order": " ".join(order),
            "action": action,
            "wanted": " ".join(wanted) if action == "read" else "",
            "left": left * (action == "place"),
            "above": above * (action == "place"),
        },
        explanation=f"A table is {size} bytes long, so the same spot's word in the next table lies {size} bytes further on.",
    )
