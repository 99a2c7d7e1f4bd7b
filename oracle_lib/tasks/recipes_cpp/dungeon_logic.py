"""What holds rooms together: doors both ways, reach, keys and chests, item logic, graphics that sprites need, stairs."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _pairs(r: random.Random, rooms: int, most: int = 8) -> list[int]:
    out: list[int] = []
    for _ in range(r.randrange(most)):
        pair = [r.randrange(rooms), r.randrange(rooms)]
        out += pair
        if r.random() < 0.4:
            out += pair[::-1]
    return out


def one_way_doors(rng: random.Random) -> Made:
    wanted = rng.choice(("list", "count"))
    body = cpp(
        """
        @head
        for (size_t i = 0; i + 1 < doors.size(); i += 2) {
          bool back = false;
          for (size_t j = 0; j + 1 < doors.size(); j += 2) back |= doors[j] == doors[i + 1] && doors[j + 1] == doors[i];
          if (!back) @step;
        }
        return result;
        """,
        head="int result = 0;" if wanted == "count" else "std::vector<int> result;",
        step="++result" if wanted == "count" else "result.push_back(i / 2)",
    )

    def oracle(doors: list[int]) -> int | list[int]:
        pairs = list(zip(doors[::2], doors[1::2], strict=False))
        known = set(pairs)
        bad = [i for i, (a, b) in enumerate(pairs) if (b, a) not in known]
        return len(bad) if wanted == "count" else bad

    goal = (
        "how many doors have no way back"
        if wanted == "count"
        else "the numbers (from 0, ascending) of the doors without a way back"
    )
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({BYTES} doors)",
        body,
        oracle,
        lambda r: [bytes(_pairs(r, 5))],
        (
            f"Write a function that returns {goal}. A door is two bytes, the room it is in and the room it leads to; there is a way back if some door in the list leads from the latter to the former. A door from a room into itself is its own way back.",
            f"doors as (from, to) byte pairs -> {goal}",
            f"Did I forget to connect a door in both directions? The list has the room of each door and its target, a byte each. Tell me {goal} (that is, no door goes from `to` to `from`).",
            f'Map check: pairs of bytes say "from room a one gets to room b". I need {goal}, meaning that the pair (b, a) doesn\'t exist.',
        ),
    )


def reachable_rooms(rng: random.Random) -> Made:
    both = rng.random() < 0.5
    rooms = rng.choice((16, 32))
    wanted = rng.choice(("unreachable", "reachable", "steps"))
    final = {
        "reachable": "std::vector<int> result;\nfor (int i = 0; i < @rooms; ++i)\n  if (distance[i] >= 0) result.push_back(i);\nreturn result;",
        "unreachable": "std::set<int> result;\nfor (uint8_t room : doors)\n  if (distance[room] < 0) result.insert(room);\nreturn std::vector<int>(result.begin(), result.end());",
        "steps": "return distance[goal];",
    }[wanted].replace("@rooms", str(rooms))
    back = (
        "\n    if (doors[i + 1] == room && distance[doors[i]] < 0) {\n      distance[doors[i]] = distance[room] + 1;\n      queue.push_back(doors[i]);\n    }"
        if both
        else ""
    )
    body = (
        f"std::vector<int> distance({rooms}, -1), queue{{start}};\ndistance[start] = 0;\nfor (size_t at = 0; at < queue.size(); ++at) {{\n  const int room = queue[at];\n  for (size_t i = 0; i + 1 < doors.size(); i += 2) {{\n    if (doors[i] == room && distance[doors[i + 1]] < 0) {{\n      distance[doors[i + 1]] = distance[room] + 1;\n      queue.push_back(doors[i + 1]);\n    }}{back}\n  }}\n}}\n"
        + final
    )

    def oracle(doors: list[int], start: int, goal: int = 0) -> list[int] | int:
        if start not in range(rooms) or any(one >= rooms for one in doors):
            raise ValueError("no room")
        edges = set(zip(doors[::2], doors[1::2], strict=False))
        if both:
            edges |= {(b, a) for a, b in edges}
        reached, front, steps = {start: 0}, {start}, 0
        while front:
            steps += 1
            front = {b for a, b in edges if a in front} - set(reached)
            reached |= dict.fromkeys(front, steps)
        if wanted == "steps":
            return reached.get(goal, -1)
        return sorted(reached) if wanted == "reachable" else sorted(set(doors) - set(reached))

    def given(r: random.Random) -> list[object]:
        doors = _pairs(r, 8, 9)
        start = r.randrange(8)
        return [bytes(doors), start, r.randrange(8)] if wanted == "steps" else [bytes(doors), start]

    goal = {
        "reachable": "all rooms that can be reached from room `start`, itself included, ascending",
        "unreachable": "the rooms of the list, ascending and each once, that cannot be reached from room `start`",
        "steps": "through how many doors the shortest way from room `start` to room `goal` leads (0 if they are the same, -1 if there is none)",
    }[wanted]
    ways = "a door can be used in both directions" if both else "doors lead one way only"
    return Made(
        f"{'int' if wanted == 'steps' else 'std::vector<int>'} @f({BYTES} doors, int start{', int goal' if wanted == 'steps' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. `doors` has two bytes for each door, the room it is in and the room behind it; {ways}. Room numbers are below {rooms}.",
            f"door pairs (from, to), rooms 0-{rooms - 1}, {ways}: {goal}",
            f"Can the player get everywhere? The door list of my dungeon is pairs of room numbers (below {rooms}); {ways}. I'd like {goal}.",
            f'Connectivity check for a dungeon with at most {rooms} rooms: from pairs "room, room behind the door" find {goal}. Note that {ways}.',
        ),
    )


def key_balance(rng: random.Random) -> Made:
    key, locked = rng.choice((0x24, 0x32)), rng.choice((0x1C, 0x1E, 0x20))
    dungeon = rng.random() < 0.5
    wanted = rng.choice(("difference", "enough"))
    start = "int keys = 0;"
    chest_step, door_step = (3, 2)
    ret = "return keys;" if wanted == "difference" else "return keys >= 0;"
    body = f"{start}\nfor (size_t i = 0; i + {chest_step} <= chests.size(); i += {chest_step})\n  if (chests[i + 2] == {hexadecimal(key)}) ++keys;\nfor (size_t i = 0; i + {door_step} <= doors.size(); i += {door_step})\n  if (doors[i{' + 1' if dungeon else ''}] == {hexadecimal(locked)}) --keys;\n{ret}"

    def oracle(chests: list[int], doors: list[int]) -> int | bool:
        keys = [one for one in chests[2::3] if one == key]
        kinds = doors[1::2] if dungeon else doors[: len(doors) // 2 * 2 : 2]
        balance = len(keys) - kinds.count(locked)
        return balance if wanted == "difference" else balance >= 0

    def given(r: random.Random) -> list[bytes]:
        chests = b"".join(r.randbytes(2) + bytes([r.choice((key, key, 0x41, 0x12))]) for _ in range(r.randrange(5)))
        doors = b"".join(
            bytes([r.choice((locked, locked, 0, 2)), r.choice((locked, 0x80, 0x10))]) for _ in range(r.randrange(5))
        )
        return [chests, doors]

    order = "position, type" if dungeon else "type, position"
    goal = (
        "how many more keys than locked doors there are (negative if keys are missing)"
        if wanted == "difference"
        else "whether there are at least as many keys as locked doors"
    )
    return Made(
        f"{'int' if wanted == 'difference' else 'bool'} @f({BYTES} chests, {BYTES} doors)",
        body,
        oracle,
        given,
        (
            f"Write a function that compares the small keys in a dungeon's chests with its locked doors and returns {goal}. A chest has three bytes, the room as a word and the item, and item 0x{key:02X} is a small key. A door has two bytes ({order}), and type 0x{locked:02X} is locked.",
            f"chests: [room lo][room hi][item], key = ${key:02X}; doors: [{order}], locked = ${locked:02X}; -> {goal}",
            f"Does my dungeon have enough keys? Count the chests (3 bytes: room word, item) with item ${key:02X} and the doors (2 bytes: {order}) of type ${locked:02X}. I want to know {goal}.",
            f"Balance of keys and locks: {goal}. Chest entries are room (2 bytes) and item (1 byte, ${key:02X} means small key); door entries are {order}, a byte each, where type ${locked:02X} needs a key.",
        ),
    )


def chest_numbers_in_room(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    limit = rng.choice((6, 4, 8))
    room_said = "a little-endian room word and the item" if size == 3 else "the room and the item"
    same = " && ".join(
        f"chests[j + {n}] == chests[i + {n}]" if n else "chests[j] == chests[i]" for n in range(size - 1)
    )
    body = cpp(
        """
        std::vector<int> bits;
        for (size_t i = 0; i + @size <= chests.size(); i += @size) {
          int number = 0;
          for (size_t j = 0; j < i; j += @size)
            if (@same) ++number;
          bits.push_back(number < @limit ? 1 << number : 0);
        }
        return bits;
        """,
        size=size,
        same=same,
        limit=limit,
    )

    def oracle(chests: list[int]) -> list[int]:
        seen: Counter[tuple[int, ...]] = Counter()
        out = []
        for i in range(0, len(chests) - size + 1, size):
            room = tuple(chests[i : i + size - 1])
            out.append(2 ** seen[room] if seen[room] < limit else 0)
            seen[room] += 1
        return out

    def given(r: random.Random) -> list[bytes]:
        rooms = [r.randbytes(size - 1) for _ in range(2)]
        return [b"".join(r.choice(rooms) + r.randbytes(1) for _ in range(r.randrange(10)))]

    return Made(
        f"std::vector<int> @f({BYTES} chests)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells for each chest which bit marks it as opened. A chest is {size} bytes, {room_said}. The chests of a room are numbered from 0 in the order of the list, and chest n has the bit 1 << n; from number {limit} on there is no bit left and the value is 0.",
            f"per chest ({room_said}): 1 << (how many earlier chests have the same room), 0 from the {limit}th on counting from 0",
            f"A room's save word has {limit} bits for chests. The first chest of a room in the chest table gets bit 0, its second bit 1, and so on; those beyond get none (0). Return the bit value for every entry of the table ({room_said}).",
            f"Which flag is which chest? The table lists {room_said} for each one. Per entry give 2 to the power of the number of entries before it with the same room; 0 where that number reaches {limit}.",
        ),
    )


def logic_spheres(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Location", "Spot", "Check")), (("u8", "needs"), ("u8", "gives")))
    n = struct.name
    wanted = rng.choice(("spheres", "items", "rounds"))
    final = {"spheres": "return sphere;", "items": "return owned;", "rounds": "return round;"}[wanted]
    body = cpp(
        """
        std::vector<int> sphere(locations.size(), -1);
        int round = 0;
        while (true) {
          uint8_t found = 0;
          bool any = false;
          for (size_t i = 0; i < locations.size(); ++i) {
            if (sphere[i] >= 0 || (locations[i].needs & ~owned)) continue;
            sphere[i] = round;
            found |= locations[i].gives;
            any = true;
          }
          if (!any) break;
          owned |= found;
          ++round;
        }
        @final
        """,
        final=final,
    )

    def oracle(locations: list[Record], owned: int) -> object:
        have = {i for i in range(8) if owned >> i & 1}
        left = dict(enumerate(vars(one) for one in locations))
        spheres = [-1] * len(locations)
        turn = 0
        while True:
            ready = [i for i, one in left.items() if all(k in have for k in range(8) if one["needs"] >> k & 1)]
            if not ready:
                break
            for i in ready:
                spheres[i] = turn
                gives = left.pop(i)["gives"]
                have |= {k for k in range(8) if gives >> k & 1}
            turn += 1
        return {"spheres": spheres, "items": sum(1 << k for k in have), "rounds": turn}[wanted]

    def given(r: random.Random) -> list[object]:
        def bits(chance: float) -> int:
            return sum(1 << k for k in range(4) if r.random() < chance)

        return [
            [
                Record(("needs", "gives"), (bits(0.35), 1 << r.randrange(5) if r.random() < 0.8 else 0))
                for _ in range(r.randrange(1, 7))
            ],
            r.choice((0, 0, 1, 2)),
        ]

    goal = {
        "spheres": "for each location the round in which it is reached, from 0, or -1 if never",
        "items": "the bits of all items the player has in the end",
        "rounds": "how many rounds it takes until nothing new can be reached (rounds in which at least one location is reached)",
    }[wanted]
    returns = {"spheres": "std::vector<int>", "items": "int", "rounds": "int"}[wanted]
    return Made(
        f"{returns} @f(const std::vector<{n}>& locations, uint8_t owned)",
        body,
        oracle,
        given,
        (
            f"Write a function for a randomizer that returns {goal}. The player starts with the items `owned` (a bit each). In every round all locations not yet reached whose `needs` bits are all owned at the start of the round are reached; the items they give (`gives`) count from the next round on.",
            f"item logic by spheres: reach everything with (needs & ~owned) == 0, then add all its gives, repeat. Result: {goal}",
            f"How do I compute the spheres of a seed? Items are bits of a byte. Sphere 0 is what `owned` opens, the next one what it opens together with all finds so far, and so on until nothing is added. I need {goal}.",
            f"Beatable or not? Locations require some items and hold some. Collect round by round: first find all that is open with the present items, then take what is there. Give me {goal}.",
        ),
        (struct,),
    )


def sheets_for_sprites(rng: random.Random) -> Made:
    slots = rng.choice((4, 4, 3))
    none = rng.choice((0, 0xFF))
    fail = rng.choice(("empty", "none"))
    returns = "std::vector<uint8_t>" if fail == "empty" else "std::optional<std::vector<uint8_t>>"
    body = cpp(
        """
        std::vector<uint8_t> sheets;
        for (uint8_t sprite : sprites) {
          const uint8_t sheet = sheet_of[sprite];
          if (sheet == @none || std::find(sheets.begin(), sheets.end(), sheet) != sheets.end()) continue;
          if (sheets.size() == @slots) return @fail;
          sheets.push_back(sheet);
        }
        return sheets;
        """,
        none=none if not none else hexadecimal(none),
        slots=slots,
        fail="{}" if fail == "empty" else "std::nullopt",
    )

    def oracle(sprites: list[int], table: list[int]) -> list[int] | None:
        need = [table[one] for one in sprites]
        need = list(dict.fromkeys(one for one in need if one != none))
        if len(need) > slots:
            return [] if fail == "empty" else None
        return need

    def given(r: random.Random) -> list[bytes]:
        table = bytes(r.choice((none, 0x10, 0x11, 0x12, 0x20, 0x21, 0x30)) for _ in range(10))
        return [bytes(r.randrange(10) for _ in range(r.randrange(8))), table]

    bad = "an empty vector" if fail == "empty" else "an empty optional"
    return Made(
        f"{returns} @f({BYTES} sprites, {BYTES} sheet_of)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the graphics sheets a room needs: for its sprites in order, the sheet sheet_of[sprite], each sheet once where it is first needed; sheet {none} means that a sprite needs none. A room can load {slots} sheets. If it would need more return {bad}.",
            f"distinct sheets of the room's sprites, in order of first use, without {none}; more than {slots}: {bad}",
            f"How do I choose the sprite graphics for a room automatically? There are {slots} slots. Look up sheet_of for each sprite number (all in range), skip {none}, don't load anything twice. Too many sheets: {bad}.",
            f"Enemy placement: my editor must set the {slots} graphics slots of a room by itself. Fill them in the order in which the sprite list asks for new sheets (value {none} asks for nothing), or give {bad} when {slots} aren't enough.",
        ),
    )


def stairs_of_header(rng: random.Random) -> Made:
    at = rng.choice((7, 8, 9))
    high = rng.random() < 0.4
    struct = Struct("Stair", (("u8", "room"), ("u8", "plane")))
    skip = rng.random() < 0.5
    shift = "6 - 2 * i" if high else "2 * i"
    put = "stairs.push_back({room, static_cast<uint8_t>(header[@at] >> (@shift) & 3)});"
    body = cpp(
        """
        std::vector<Stair> stairs;
        for (int i = 0; i < 4; ++i) {
          const uint8_t room = header[@first + i];
          @skip
          @put
        }
        return stairs;
        """.replace("@put", put),
        first=at + 1,
        at=at,
        shift=shift,
        skip="if (room == 0) continue;" if skip else "@none",
    ).replace("  @none\n", "")

    def oracle(header: list[int]) -> list[Record]:
        planes = f"{header[at]:08b}"
        parts = [int(planes[i : i + 2], 2) for i in range(0, 8, 2)]
        rooms = header[at + 1 : at + 5]
        pairs = zip(rooms, parts if high else parts[::-1], strict=True)
        return [Record(("room", "plane"), one) for one in pairs if one[0] or not skip]

    def given(r: random.Random) -> list[bytes]:
        header = bytearray(r.randbytes(14))
        for i in range(at + 1, at + 5):
            if r.random() < 0.4:
                header[i] = 0
        return [bytes(header)]

    order = "the first in the upper two bits" if high else "the first in the lowest two bits"
    none = "; a target of 0 is no staircase and is left out" if skip else ""
    return Made(
        f"std::vector<Stair> @f({BYTES} header)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads the stairs from a room header of 14 bytes. Bytes {at + 1} to {at + 4} are the target rooms of the four stairs, and byte {at} holds their planes, two bits for each stair ({order}){none}.",
            f"header -> stairs: rooms at +{at + 1}..+{at + 4}, planes 2 bits each in byte {at}, {order}{none}",
            f"Where do the stairs of a room lead? Its header has four target rooms from byte {at + 1} on and, in byte {at}, the plane (0-3) on which Link arrives for each, {order}{none}. (14 bytes in all.)",
            f"For the stairs panel: list target room and plane. The planes of all four share byte {at} of the header, 2 bits apiece, {order}; the rooms are the four bytes behind it{none}.",
        ),
        (struct,),
    )


def pot_under_hand(rng: random.Random) -> Made:
    shift, width = rng.choice(((3, 64), (4, 32)))
    none = rng.choice((-1, 0))
    end = rng.choice(("word", "size"))
    stop = "if (position == 0xFFFF) break;" if end == "word" else "@none"
    body = cpp(
        """
        const int cell = (y >> @shift) * @width + (x >> @shift);
        for (size_t at = 0; at + @least <= pots.size(); at += 3) {
          const int position = pots[at] | pots[at + 1] << 8;
          @stop
          if (position == 2 * cell) return pots[at + 2];
        }
        return @none_;
        """.replace("@none_", "@missing"),
        shift=shift,
        width=width,
        least=3 if end == "size" else 2,
        stop=stop,
        missing=none,
    ).replace("  @none\n", "")

    def oracle(pots: list[int], x: int, y: int) -> int:
        tile = 1 << shift
        rest = bytes(pots)
        while len(rest) > 2:
            place = int.from_bytes(rest[:2], "little")
            if end == "word" and place == 0xFFFF:
                return none
            if place == 2 * (y // tile * width + x // tile):
                return rest[2]
            rest = rest[3:]
        return none

    def given(r: random.Random) -> list[object]:
        cells = [(r.randrange(width), r.randrange(width)) for _ in range(r.randrange(5))]
        cells += r.choices(cells, k=1) if cells else []
        out = b"".join((2 * (b * width + a)).to_bytes(2, "little") + bytes([r.randrange(1, 30)]) for a, b in cells)
        a, b = r.choice([*cells, *cells, (3, 3)])
        tile = 1 << shift
        return [
            out + (b"\xff\xff" + r.choice((b"", b"\0\0\1")) if end == "word" else b""),
            a * tile + r.randrange(tile),
            b * tile + r.randrange(tile),
        ]

    stops = "A position of 0xFFFF ends the list" if end == "word" else "The list ends with the data"
    return Made(
        f"int @f({BYTES} pots, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the item hidden under the tile at pixel (x, y) of a room. An entry has three bytes: the position as a little-endian word, which is twice the number of the {1 << shift}x{1 << shift} tile (row by row, {width} tiles a row), and the item. {stops}. If several match, the first counts; if none does return {none}.",
            f"item at pixel (x, y), entries [2 * (tile y * {width} + tile x) as LE word][item], {1 << shift}-pixel tiles; first match or {none}. {stops}",
            f"What is in this pot? The list has word, byte: twice the tile number ({width} tiles of {1 << shift} pixels in a row), and what lies below. x and y are in pixels from the room's corner. {stops}; no entry: {none}; double entries: the first.",
            f"Hover text for hidden items: from pixel coordinates find the tile ({1 << shift} pixels, {width} in a row), look for an entry with position tile * 2, and give its item byte, {none} without one. {stops}; earlier entries win.",
        ),
    )


def required_items(rng: random.Random) -> Made:
    wanted = rng.choice(("missing", "excess", "both"))
    body = {
        "missing": "std::vector<uint8_t> result;\nfor (uint8_t item : required)\n  if (std::count(placed.begin(), placed.end(), item) == 0) result.push_back(item);\nreturn result;",
        "excess": "std::vector<uint8_t> result;\nfor (uint8_t item : required)\n  if (std::count(placed.begin(), placed.end(), item) > 1) result.push_back(item);\nreturn result;",
        "both": "std::vector<uint8_t> result;\nfor (uint8_t item : required)\n  if (std::count(placed.begin(), placed.end(), item) != 1) result.push_back(item);\nreturn result;",
    }[wanted]

    def oracle(placed: list[int], required: list[int]) -> list[int]:
        tally = Counter(placed)
        bad = {"missing": (0,), "excess": range(2, 99), "both": (0, *range(2, 99))}[wanted]
        return [one for one in required if tally[one] in bad]

    def given(r: random.Random) -> list[bytes]:
        required = r.sample(range(0x40), r.randrange(1, 7))
        placed = (
            [one for one in required if r.random() < 0.7]
            + r.choices(required, k=r.randrange(2))
            + [0x41] * r.randrange(2)
        )
        return [bytes(r.sample(placed, len(placed))), bytes(required)]

    said = {
        "missing": "do not occur in `placed` at all",
        "excess": "occur in `placed` more than once",
        "both": "do not occur in `placed` exactly once",
    }[wanted]
    return Made(
        f"std::vector<uint8_t> @f({BYTES} placed, {BYTES} required)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks the items in all chests: return those of `required` (no item twice in it) that {said}, in the order of `required`. Other items in `placed` do not matter.",
            f"items of `required` which {said}; keep their order",
            f"Is my item placement sound? `placed` is what the chests hold, `required` what a player needs. I'd like to see the required items that {said}, in their given order.",
            f"Randomizer self-test: list the members of `required` that {said}. (Rupees and other filler in `placed` are irrelevant; `required` has each item once.)",
        ),
    )


def permute_unlocked(rng: random.Random) -> Made:
    way = rng.choice(("rotate", "reverse", "table"))
    keep = rng.choice((0x24, 0x32, 0x33))
    loop = {
        "rotate": "for (size_t i = 0; i < places.size(); ++i) items[places[i]] = old[places[(i + 1) % places.size()]];",
        "reverse": "for (size_t i = 0; i < places.size(); ++i) items[places[i]] = old[places[places.size() - 1 - i]];",
        "table": "for (size_t i = 0; i < places.size(); ++i) items[places[i]] = old[places[order[i]]];",
    }[way]
    body = cpp(
        """
        std::vector<size_t> places;
        for (size_t i = 0; i < items.size(); ++i)
          if (items[i] != @keep) places.push_back(i);
        const std::vector<uint8_t> old = items;
        @loop
        """,
        keep=hexadecimal(keep),
        loop=loop,
    )

    def oracle(items: list[int], order: list[int] | None = None) -> None:
        free = [one for one in items if one != keep]
        if way == "rotate":
            free = free[1:] + free[:1]
        elif way == "reverse":
            free = free[::-1]
        else:
            if sorted(order or []) != list(range(len(free))):
                raise ValueError("no permutation")
            free = [free[one] for one in order or []]
        items[:] = [one if one == keep else free.pop(0) for one in items]

    def given(r: random.Random) -> list[object]:
        items = [r.choice((keep, r.randrange(0x20))) for _ in range(r.randrange(9))]
        count = len(items) - items.count(keep)
        return [bytes(items), bytes(r.sample(range(count), count))] if way == "table" else [bytes(items)]

    said = {
        "rotate": "each of the others gets the item of the next of them, the last that of the first",
        "reverse": "the others exchange their items so that these come in reverse order",
        "table": "of the others, counted from 0, number i gets the item that number order[i] had",
    }[way]
    return Made(
        f"void @f({BUFFER} items{f', {BYTES} order' if way == 'table' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that shuffles chest contents: chests with item 0x{keep:02X} stay as they are, and {said}.{' `order` is a permutation of the right length.' if way == 'table' else ''}",
            f"rearrange items, ${keep:02X} fixed: {said}",
            f"How do I move items around without touching the keys (${keep:02X})? Among all other entries, {said}.{' The numbers in order are a permutation.' if way == 'table' else ''}",
            f"Test mode of my randomizer: every ${keep:02X} is locked in place; {said}.{' (`order` has each number once.)' if way == 'table' else ''}",
        ),
    )


def floors_of_rooms(rng: random.Random) -> Made:
    lowest = rng.choice((2, 3))
    per = rng.choice((25, 16))
    empty = rng.choice((0x0F, 0xFF))
    missing = rng.choice(("", "?", "-"))
    body = cpp(
        """
        for (size_t i = 0; i < map.size(); ++i) {
          if (map[i] != room || room == @empty) continue;
          const int floor = static_cast<int>(i / @per) - @lowest;
          return floor < 0 ? "B" + std::to_string(-floor) : std::to_string(floor + 1) + "F";
        }
        return "@missing";
        """,
        empty=hexadecimal(empty),
        per=per,
        lowest=lowest,
        missing=missing,
    )

    def oracle(layout: list[int], room: int) -> str:
        if room == empty or room not in layout:
            return missing
        names = [f"B{lowest - i}" for i in range(lowest)] + [f"{i}F" for i in range(1, 99)]
        return names[layout.index(room) // per]

    def given(r: random.Random) -> list[object]:
        layout = [empty] * (per * r.randrange(1, 6))
        for i in range(len(layout)):
            if r.random() < 0.1:
                layout[i] = r.randrange(0x10, 0x30)
        used = [one for one in layout if one != empty]
        return [bytes(layout), r.choice([*used, *used, empty, 0x40])]

    nothing = f'"{missing}"' if missing else "an empty string"
    return Made(
        f"std::string @f({BYTES} map, uint8_t room)",
        body,
        oracle,
        given,
        (
            f'Write a function that names the floor a room is on. `map` has {per} bytes a floor, room numbers with 0x{empty:02X} for no room, from the lowest floor up; the first {lowest} floors are basements: "B{lowest}" down to "B1", then "1F", "2F" and so on. The first place of the room counts; return {nothing} if it is not on the map, and for 0x{empty:02X}.',
            f"floor label of `room`: map = floors of {per} cells from B{lowest} up (B{lowest}..B1, 1F, 2F, ...), ${empty:02X} = empty cell; not found or ${empty:02X}: {nothing}",
            f'How do I print "{"B1"}" or "2F" for a dungeon room? Its floors are stored bottom to top, {per} room numbers each (${empty:02X}: none), and {lowest} of them are below ground. Look for the first occurrence; a room that isn\'t there (${empty:02X} never is) gives {nothing}.',
            f"Status line of my dungeon editor: the floor of the selected room. Map data come floor by floor, {per} bytes each, starting with B{lowest}; above B1 comes 1F. The byte ${empty:02X} means an empty square. Result for rooms without a square, and for ${empty:02X} itself: {nothing}.",
        ),
    )


def entrances_to_room(rng: random.Random) -> Made:
    count = rng.choice((8, 10, 12))
    wanted = rng.choice(("list", "first", "used"))
    if wanted == "used":
        body = f"std::vector<int> unused;\nfor (uint16_t room : rooms) {{\n  bool found = false;\n  for (int i = 0; i < {count}; ++i) found |= (table[2 * i] | table[2 * i + 1] << 8) == room;\n  if (!found) unused.push_back(room);\n}}\nreturn unused;"
        signature = f"std::vector<int> @f({BYTES} table, {WORDS} rooms)"
    elif wanted == "list":
        body = f"std::vector<int> found;\nfor (int i = 0; i < {count}; ++i)\n  if ((table[2 * i] | table[2 * i + 1] << 8) == room && table[{2 * count} + i] == blockset) found.push_back(i);\nreturn found;"
        signature = f"std::vector<int> @f({BYTES} table, uint16_t room, uint8_t blockset)"
    else:
        body = f"for (int i = 0; i < {count}; ++i)\n  if ((table[2 * i] | table[2 * i + 1] << 8) == room) return table[{2 * count} + i];\nreturn -1;"
        signature = f"int @f({BYTES} table, uint16_t room)"

    def oracle(table: list[int], what: int | list[int], blockset: int = 0) -> object:
        if len(table) < 3 * count:
            raise ValueError("short")
        rooms = [int.from_bytes(bytes(table[i : i + 2]), "little") for i in range(0, 2 * count, 2)]
        sets = table[2 * count : 3 * count]
        if isinstance(what, list):
            return [one for one in what if one not in rooms]
        if wanted == "list":
            return [i for i, one in enumerate(zip(rooms, sets, strict=True)) if one == (what, blockset)]
        return dict(zip(rooms[::-1], sets[::-1], strict=True)).get(what, -1)

    def given(r: random.Random) -> list[object]:
        pool = [0x104, 0x12, 0x55, r.randrange(0x128)]
        rooms = [r.choice(pool[:3] if r.random() < 0.8 else pool) for _ in range(count)]
        table = b"".join(one.to_bytes(2, "little") for one in rooms) + bytes(r.choice((1, 2, 3)) for _ in range(count))
        if wanted == "used":
            return [table, r.sample([*pool[:3], 0x20, 0x121], r.randrange(6))]
        return [table, r.choice(pool), r.choice((1, 2, 3))] if wanted == "list" else [table, r.choice([*pool, 0x120])]

    layout = f"first {count} room words (little-endian), then {count} blockset bytes"
    goal = {
        "used": "those of `rooms`, in order, that no entrance leads to",
        "list": "the numbers, ascending, of the entrances that lead to `room` with the given blockset",
        "first": "the blockset of the first entrance that leads to `room`, or -1",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that searches an entrance table of {count} entries and returns {goal}. The table is stored by fields: {layout}.",
            f"entrance table ({layout}) -> {goal}",
            f"How do I look into the entrances of my hack? There are {count}; the data have {layout}. I want {goal}.",
            f"Entrances, {count} of them, are kept as {layout}. For the room panel return {goal}.",
        ),
    )


def sort_for_drawing(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Thing", "Placed", "Decor")), (("u8", "layer"), ("u8", "x"), ("u8", "y")))
    n = struct.name
    reading = rng.random() < 0.5
    back = rng.random() < 0.5
    order_cpp = "a.layer != b.layer ? a.layer @c b.layer : " + (
        "a.y != b.y ? a.y < b.y : a.x < b.x" if reading else "a.y < b.y"
    )
    body = f"std::stable_sort(things.begin(), things.end(), [](const {n}& a, const {n}& b) {{\n  return {order_cpp.replace('@c', '>' if back else '<')};\n}});"

    def oracle(things: list[Record]) -> None:
        rows = [
            (vars(one)["layer"] * (-1 if back else 1), vars(one)["y"], vars(one)["x"] if reading else 0, i)
            for i, one in enumerate(things)
        ]
        things[:] = [things[row[-1]] for row in sorted(rows)]

    def given(r: random.Random) -> list[list[Record]]:
        return [
            [
                Record(("layer", "x", "y"), (r.randrange(3), r.choice((1, 9, 30)), r.choice((2, 8, 20))))
                for _ in range(r.randrange(7))
            ]
        ]

    layers = "higher layers first" if back else "lower layers first"
    then = (
        "in a layer from top to bottom (smaller y first), in a row from left to right"
        if reading
        else "in a layer from top to bottom (smaller y first)"
    )
    return Made(
        f"void @f(std::vector<{n}>& things)",
        body,
        oracle,
        given,
        (
            f"Write a function that sorts the objects of a room for drawing: {layers}, {then}; objects that are equal in this keep their order.",
            f"stable sort: {layers}; {then}",
            f"In which order must my editor paint things so that they overlap as in the game? {layers[0].upper() + layers[1:]}, {then}. What can't be told apart by that stays in list order.",
            f"Draw order for the room view: {layers}, and {then}. The sort has to be stable.",
        ),
        (struct,),
    )


def doors_on_side(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0xFFFF))
    low = rng.random() < 0.5
    names = rng.choice((("north", "south", "west", "east"), ("up", "down", "left", "right")))
    what = rng.choice(("mask", "free"))
    side = "first & 3" if low else "first >> 6"
    slot = "first >> 4 & 15" if low else "first & 15"
    stop = "doors[at] != 0xFF" if end == 0xFF else "!(doors[at] == 0xFF && doors[at + 1] == 0xFF)"
    if what == "mask":
        body = f"int sides = 0;\nfor (size_t at = 0; {stop}; at += 2) {{\n  const int first = doors[at];\n  sides |= 1 << ({side});\n}}\nreturn sides;"
    else:
        body = f"std::array<bool, 16> used{{}};\nfor (size_t at = 0; {stop}; at += 2) {{\n  const int first = doors[at];\n  if (({side}) == side) used[{slot}] = true;\n}}\nfor (int i = 0; i < 12; ++i)\n  if (!used[i]) return i;\nreturn -1;"

    def oracle(doors: list[int], side_: int = 0) -> int:
        raw = bytes(doors)
        found = []
        while raw[0] != 0xFF if end == 0xFF else raw[:2] != b"\xff\xff":
            first = raw[0]
            found.append((first % 4, first // 16) if low else (first // 64, first % 16))
            raw = raw[2:]
        if what == "mask":
            return sum({1 << one for one, _ in found})
        return next((i for i in range(12) if (side_, i) not in found), -1)

    def given(r: random.Random) -> list[object]:
        out = b""
        count = r.choice((0, 2, 4, 5, 30))
        for _ in range(count):
            side_ = r.randrange(4) if count < 20 else r.randrange(2)
            slot_ = r.choice((0, 1, 2, 3, 11)) if count < 20 else r.randrange(12)
            first = side_ | slot_ << 4 if low else side_ << 6 | slot_
            out += bytes([first, r.choice((0, 0x18, 0xFF if end == 0xFF else 2))])
        data = out + (b"\xff" if end == 0xFF else b"\xff\xff")
        return [data, r.randrange(2)] if what == "free" else [data]

    layout = "side in bits 0-1, place in bits 4-7" if low else "side in bits 6-7, place in bits 0-3"
    closing = "an 0xFF where an entry would begin" if end == 0xFF else "two bytes 0xFF"
    sides = ", ".join(f"{i} {one}" for i, one in enumerate(names))
    goal = (
        f"a mask of the sides that have at least one door (bit 0 {names[0]}, bit 1 {names[1]}, bit 2 {names[2]}, bit 3 {names[3]})"
        if what == "mask"
        else "the lowest place from 0 to 11 that no door of side `side` has, or -1 if there is none"
    )
    return Made(
        f"int @f({BYTES} doors{', int side' if what == 'free' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that goes through a room's door list and returns {goal}. An entry has two bytes; the first holds {layout}, the second the type. Sides: {sides}. The list ends with {closing}; places are 0 to 11.",
            f"door list ([{layout}][type]..., ended by {closing}) -> {goal}",
            f"How do I inspect the doors of a room? Two bytes each, the first with {layout}; {closing} at the end. Sides are numbered {sides}. I'd like {goal}. (No door has a place above 11.)",
            f"Door tool: I need {goal}. Data: entries of two bytes, of which only the first matters here ({layout}; {sides}; places up to 11), and {closing} to close.",
        ),
    )


RECIPES = (
    one_way_doors,
    reachable_rooms,
    key_balance,
    chest_numbers_in_room,
    logic_spheres,
    sheets_for_sprites,
    stairs_of_header,
    pot_under_hand,
    required_items,
    permute_unlocked,
    floors_of_rooms,
    entrances_to_room,
    sort_for_drawing,
    doors_on_side,
)
