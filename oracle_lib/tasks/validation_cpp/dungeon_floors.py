"""Reads or changes the map of a dungeon's floors: a grid of rooms, and pictures of those cells alone that have a room."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    wide, high = rng.choice((4, 5, 5, 6, 7, 8)), rng.choice((4, 5, 5, 6))
    none = rng.choice((0x0F, 0xFF, rng.randrange(0x80, 0xFF)))
    blank = rng.choice((0, 0xFF, 0x0F))
    upwards, low_nibble = rng.random() < 0.6, rng.random() < 0.6
    action = rng.choice(("floor", "picture", "level", "put", "clear"))
    size, empty = wide * high, f"0x{none:02X}"
    place = (("int", "floor"), ("int", "x"), ("int", "y"))
    changed = (("std::vector<uint8_t>&", "rooms"), ("std::vector<uint8_t>&", "pictures"))
    function = Function(
        {"floor": "std::vector<uint8_t>", "picture": "int", "level": "int"}.get(action, "void"),
        rng.choice(
            {
                "floor": ("FloorPictures", "unpack_floor", "DrawFloor"),
                "picture": ("PictureOfCell", "cell_picture"),
                "level": ("LevelOfRoom", "room_level", "FindFloor"),
                "put": ("PutRoom", "set_cell"),
                "clear": ("ClearCell", "remove_room"),
            }[action]
        ),
        {
            "floor": ((BYTES, "rooms"), (BYTES, "pictures"), ("int", "floor")),
            "picture": ((BYTES, "rooms"), (BYTES, "pictures"), *place),
            "level": ((BYTES, "rooms"), ("uint8_t", "levels"), ("uint8_t", "room")),
            "put": (*changed, *place, ("uint8_t", "room"), ("uint8_t", "picture")),
            "clear": (*changed, *place),
        }[action],
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        below, above = rng.choice((1, 0, 2)), rng.choice((1, 2, 3))
        numbers = [number for number in range(256) if number != none]
        cells = [(number, rng.randrange(256)) for number in rng.sample(numbers, (below + above) * size)]
        grid = [cell if rng.random() < 0.5 else None for cell in cells]
        floor, x, y = rng.randrange(below + above), rng.randrange(wide), rng.randrange(high)
        at = (floor * high + y) * wide + x
        filled = rng.choice((True, False))
        grid[at] = cells[at] if filled else None

        def stored() -> list[Value]:
            return [[cell[0] if cell else none for cell in grid], [cell[1] for cell in grid if cell]]

        before = stored()
        if action == "floor":
            shown = [cell[1] if cell else blank for cell in grid[floor * size : (floor + 1) * size]]
            return [*before, floor], [shown]
        if action == "picture":
            return [*before, floor, x, y], [cells[at][1] if filled else -1]
        if action == "level":
            names = [*range(-below, 0), *range(1, above + 1)]
            if not upwards:
                names.reverse()
            levels = below | above << 4 if low_nibble else above | below << 4
            return [before[0], levels, cells[at][0]], [names[floor] if filled else 0]
        if action == "clear":
            grid[at] = None
            return [*before, floor, x, y], stored()
        cell = grid[at] = (rng.choice(numbers), rng.randrange(256))
        return [*before, floor, x, y, *cell], stored()

    counted = low_nibble if upwards else not low_nibble
    nibble = "(levels & 0xF)" if counted else "(levels >> 4)"
    index = f"(found - rooms.begin()) / {size}"
    reference = cpp(
        {
            "floor": """
            @signature {
              auto cell = rooms.begin() + floor * @size;
              auto next = pictures.begin() + (floor * @size - std::count(rooms.begin(), cell, @none));
              std::vector<uint8_t> shown;
              for (int i = 0; i < @size; ++i) shown.push_back(cell[i] == @none ? @blank : *next++);
              return shown;
            }
            """,
            "picture": """
            @signature {
              auto cell = rooms.begin() + floor * @size + y * @wide + x;
              if (*cell == @none) return -1;
              return pictures[cell - rooms.begin() - std::count(rooms.begin(), cell, @none)];
            }
            """,
            "level": """
            @signature {
              auto found = std::find(rooms.begin(), rooms.end(), room);
              if (found == rooms.end()) return 0;
              int level = @level;  // 0 on the ground
              return level < 0 ? level : level + 1;
            }
            """,
            "put": """
            @signature {
              int cell = floor * @size + y * @wide + x;
              int before = cell - std::count(rooms.begin(), rooms.begin() + cell, @none);
              if (rooms[cell] == @none)
                pictures.insert(pictures.begin() + before, picture);
              else
                pictures[before] = picture;
              rooms[cell] = room;
            }
            """,
            "clear": """
            @signature {
              int cell = floor * @size + y * @wide + x;
              if (rooms[cell] == @none) return;
              int before = cell - std::count(rooms.begin(), rooms.begin() + cell, @none);
              pictures.erase(pictures.begin() + before);
              rooms[cell] = @none;
            }
            """,
        }[action],
        signature=function.signature,
        size=size,
        wide=wide,
        none=empty,
        blank=hexadecimal(blank),
        level=f"{index} - {nibble}" if upwards else f"{nibble} - 1 - {index}",
    )
    goal = {
        "floor": f"return the pictures of all {size} cells of floor `floor`, with {hexadecimal(blank)} for a cell without a room",
        "picture": "return the picture of the cell in column `x` and row `y` of floor `floor`, or -1 if there is no room",
        "level": "tell on which level room `room` lies: 1 is the ground floor, 2 the floor above it and so on, -1 the first basement, -2 the "
        f"one below it; 0 if the map does not show the room, which is never {empty}",
        "put": "put room `room` with picture `picture` into the cell in column `x` and row `y` of floor `floor`, whether or not it has "
        f"one already (`room` is never {empty})",
        "clear": "remove the room and its picture from the cell in column `x` and row `y` of floor `floor`; if there is none, nothing "
        "changes",
    }[action]
    order = "from the lowest to the highest" if upwards else "from the highest to the lowest"
    halves = ("lower", "upper") if low_nibble else ("upper", "lower")
    grid = f"`rooms` has {size} bytes a floor, {high} rows of {wide} cells, and in each a room's number or {empty} for none"
    more = (
        f"the floors come {order}, and `levels` has the number of basements in its {halves[0]} four bits and that of the floors from the ground "
        f"floor up in its {halves[1]} four bits"
        if action == "level"
        else f"`pictures` has one byte for each cell with a room, in the order of the cells, and nothing for cells that hold {empty}; floors, "
        "columns and rows count from 0"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function for the map screen of a dungeon. It should {goal}. The data: {grid}; {more}.",
            f"Dungeon map: {grid}; {more}. Task: {goal}.",
            f"How do I {goal}? This is about what a dungeon's pause map shows. {grid}; {more}.",
            f"My dungeon map editor has loaded the bytes of a map from the ROM, and now it has to {goal}. {grid}; {more}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "action": action,
            "wide": wide,
            "high": high,
            "none": none,
            "blank": blank * (action == "floor"),
            "upwards": int(upwards and action == "level"),
            "low_nibble": int(low_nibble and action == "level"),
        },
        explanation="The level counts from the first floor on or above the ground, and there is no level 0."
        if action == "level"
        else "As empty cells have no picture, a cell's picture is found by counting the rooms before it.",
    )
