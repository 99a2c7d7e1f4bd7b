"""What rooms contain besides objects: torches, blocks, chests, pots, doors, bytes of the header."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _word(value: int) -> bytes:
    return value.to_bytes(2, "little")


def torches_of_room(rng: random.Random) -> Made:
    wanted = rng.choice(("places", "lit", "tiles"))
    head, step = {
        "places": ("std::vector<int> result;", "result.push_back(words[at]);"),
        "lit": ("int result = 0;", "result += words[at] >> 15;"),
        "tiles": (
            "std::vector<int> result;",
            "result.insert(result.end(), {(words[at] & 0x1FFF) / 2 % 64, (words[at] & 0x1FFF) / 128});",
        ),
    }[wanted]
    body = cpp(
        """
        @head
        for (size_t at = 0; at < words.size(); ++at) {
          const bool mine = words[at] == room;
          for (++at; at < words.size() && words[at] != 0xFFFF; ++at)
            if (mine) @step
        }
        return result;
        """,
        head=head,
        step=step,
    )

    def oracle(words: list[int], room: int) -> object:
        groups: list[list[int]] = [[]]
        for one in words:
            if one == 0xFFFF and groups[-1]:
                groups.append([])
            else:
                groups[-1].append(one)
        mine = [one for group in groups if group and group[0] == room for one in group[1:]]
        if wanted == "lit":
            return len([one for one in mine if one > 0x7FFF])
        if wanted == "places":
            return mine
        return [part for one in mine for part in (one % 0x2000 // 2 % 64, one % 0x2000 // 2 // 64)]

    def given(r: random.Random) -> list[object]:
        words: list[int] = []
        for _ in range(r.randrange(4)):
            words.append(r.choice((0x12, 0x104)))
            words += [2 * r.randrange(64 * 60) | r.choice((0, 0x8000)) for _ in range(r.randrange(1, 4))]
            words.append(0xFFFF)
        return [words, r.choice((0x12, 0x104))]

    goal = {
        "places": "the torch words of room `room`, in order",
        "lit": "how many torches of room `room` are lit (bit 15)",
        "tiles": "the tiles of the torches of room `room` as a flat list x, y, ... (bits 0-12 are 2 * (y * 64 + x))",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'lit' else 'std::vector<int>'} @f({WORDS} words, uint16_t room)",
        body,
        oracle,
        given,
        (
            f"Torch table: groups of [room][torch words...][FFFF]. Return {goal}; a room may have several groups.",
            f"(room, torches..., $FFFF)* -> {goal}, over all groups of the room",
            f"Write a function that reads the table of torches. It consists of groups: the room number, one or more torch words, then 0xFFFF. In a torch word bit 15 says that it is lit and bits 0-12 are the byte offset of its tile in a map with 64 words a row. Return {goal}. If a room has several groups, all count. The table is complete and never has 0xFFFF elsewhere.",
            f"To show torches in my dungeon editor I need {goal}. The words are: a room, its torches (position in bits 0-12 as an offset of words in rows of 64, lit flag in bit 15), 0xFFFF, the next room and so on; groups of the same room add up.",
        ),
    )


def chests_renumbered(rng: random.Random) -> Made:
    wanted = rng.choice(("move", "item", "remove"))
    body = {
        "move": "int changed = 0;\nfor (size_t at = 0; at + 2 < chests.size(); at += 3) {\n  const int word = chests[at] | chests[at + 1] << 8;\n  if ((word & 0x7FFF) != room) continue;\n  const int now = (word & 0x8000) | value;\n  chests[at] = now & 0xFF;\n  chests[at + 1] = now >> 8;\n  ++changed;\n}\nreturn changed;",
        "item": "int changed = 0;\nfor (size_t at = 0; at + 2 < chests.size(); at += 3) {\n  const int word = chests[at] | chests[at + 1] << 8;\n  if ((word & 0x7FFF) != room) continue;\n  chests[at + 2] = value;\n  ++changed;\n}\nreturn changed;",
        "remove": "int removed = 0;\nfor (size_t at = 0; at + 2 < chests.size();) {\n  const int word = chests[at] | chests[at + 1] << 8;\n  if ((word & 0x7FFF) == room && chests[at + 2] == value) {\n    chests.erase(chests.begin() + at, chests.begin() + at + 3);\n    ++removed;\n  } else {\n    at += 3;\n  }\n}\nreturn removed;",
    }[wanted]

    def oracle(chests: list[int], room: int, value: int) -> int:
        records = [chests[i : i + 3] for i in range(0, len(chests) - 2, 3)]
        rest = chests[3 * len(records) :]
        out, count = [], 0
        for low, high, item in records:
            big, number = divmod(low + 256 * high, 0x8000)
            if number == room and (wanted != "remove" or item == value):
                count += 1
                if wanted == "remove":
                    continue
                number, item = (value, item) if wanted == "move" else (number, value)
            out += [*_word(big * 0x8000 + number), item]
        chests[:] = out + rest
        return count

    def given(r: random.Random) -> list[object]:
        data = b"".join(
            _word(r.choice((0x12, 0x112, 0x8012, 0x8112))) + bytes([r.choice((0x24, 0x32))])
            for _ in range(r.randrange(6))
        )
        value = r.choice((0x13, 0x120)) if wanted == "move" else r.choice((0x24, 0x32))
        return [data + r.choice((b"", b"\x12\x00")), r.choice((0x12, 0x112)), value]

    goal = {
        "move": "give all chests of room `room` to room `value`; a big chest stays big",
        "item": "put item `value` into all chests of room `room`",
        "remove": "remove all chests of room `room` that hold item `value` (later ones move up)",
    }[wanted]
    return Made(
        f"int @f({BUFFER} chests, int room, int value)",
        body,
        oracle,
        given,
        (
            f"Chest table ([room word][item]..., bit 15 of the room = big chest): {goal}; return how many.",
            f"[room lo][room hi | $80 if big][item]*, in place: {goal} -> number of chests concerned",
            f"Write a function that edits the chests of a dungeon, in place. An entry has three bytes: the room as a little-endian word, whose bit 15 marks a big chest and doesn't belong to the number, and the item. It should {goal}. What is left after the last whole entry stays as it is. Return the number of chests concerned. Rooms are below 0x8000.",
            f"In my dungeon editor I'd like to {goal}. Each chest is a room word, low byte first, with 0x8000 added for big ones (they count too), and an item byte; an incomplete entry at the end is left alone. How many chests was that?",
        ),
    )


def pots_in_order(rng: random.Random) -> Made:
    wanted = rng.choice(("item", "count", "keys"))
    key = rng.choice((0x08, 0x0A))
    body = {
        "item": "for (size_t at = 0; at + 2 < pots.size(); at += 3) {\n  if (pots[at] == 0xFF && pots[at + 1] == 0xFF) break;\n  const int place = (pots[at] | pots[at + 1] << 8) & 0x1FFF;\n  if (place / 2 % 64 == x && place / 128 == y) return pots[at + 2];\n}\nreturn -1;",
        "count": "int count = 0;\nfor (size_t at = 0; at + 2 < pots.size(); at += 3) {\n  if (pots[at] == 0xFF && pots[at + 1] == 0xFF) break;\n  if (pots[at + 1] & 0x20) ++count;\n}\nreturn count;",
        "keys": f"std::vector<int> tiles;\nfor (size_t at = 0; at + 2 < pots.size(); at += 3) {{\n  if (pots[at] == 0xFF && pots[at + 1] == 0xFF) break;\n  if (pots[at + 2] != 0x{key:02X}) continue;\n  const int place = (pots[at] | pots[at + 1] << 8) & 0x1FFF;\n  tiles.insert(tiles.end(), {{place / 2 % 64, place / 128}});\n}}\nreturn tiles;",
    }[wanted]

    def oracle(pots: list[int], x: int = 0, y: int = 0) -> object:
        found = []
        raw = bytes(pots)
        while len(raw) >= 3 and raw[:2] != b"\xff\xff":
            word = int.from_bytes(raw[:2], "little")
            row, column = divmod(word % 0x2000 // 2, 64)
            found.append((column, row, word // 0x2000 % 2, raw[2]))
            raw = raw[3:]
        if wanted == "count":
            return sum(layer for _, _, layer, _ in found)
        if wanted == "keys":
            return [part for one in found if one[3] == key for part in one[:2]]
        return next((item for a, b, _, item in found if (a, b) == (x, y)), -1)

    def given(r: random.Random) -> list[object]:
        data = b""
        for _ in range(r.randrange(6)):
            data += _word(2 * (r.randrange(3) * 64 + r.randrange(3)) | r.choice((0, 0x2000))) + bytes(
                [r.choice((key, 1, 0x0B))]
            )
        data += r.choice((b"\xff\xff", b"\xff\xff\x01\x01", b"", b"\x02"))
        return [data, r.randrange(3), r.randrange(3)] if wanted == "item" else [data]

    goal = {
        "item": "the item of the first pot at tile (x, y), whatever its layer, -1 if there is none",
        "count": "how many pots are on the lower layer (bit 13 of the position)",
        "keys": f"the tiles x, y of all pots with item 0x{key:02X} as a flat list",
    }[wanted]
    return Made(
        f"{'std::vector<int>' if wanted == 'keys' else 'int'} @f({BYTES} pots{', int x, int y' if wanted == 'item' else ''})",
        body,
        oracle,
        given,
        (
            f"Pots of a room: [position word][item]..., FF FF ends (or the data does); bits 0-12 of the position are 2 * (y * 64 + x), bit 13 is the lower layer. Return {goal}.",
            f"pot list (pos16 = layer:bit 13, offset:bits 0-12 of 64-word rows; item8) up to $FFFF or the last whole entry -> {goal}",
            f"Write a function that reads the items under the pots of a room. An entry has three bytes: a little-endian word and the item. Bits 0-12 of the word are the byte offset of the pot's tile in a map of 64 words a row; bit 13 is set on the lower layer. Two bytes 0xFF in place of a word end the list, and so does the lack of a whole entry. Return {goal}.",
            f"For the pots in my dungeon editor I need {goal}. Each has its position (low byte first: twice the tile's index in rows of 64 in bits 0-12, the layer in bit 13) and an item byte; FF FF or the end of the data closes the list.",
        ),
    )


def blocks_per_room(rng: random.Random) -> Made:
    wanted = rng.choice(("count", "places", "over"))
    limit = rng.choice((2, 3))
    body = {
        "count": "int count = 0;\nfor (size_t i = 0; i + 1 < blocks.size(); i += 2) count += blocks[i] == room;\nreturn count;",
        "places": "std::vector<int> result;\nfor (size_t i = 0; i + 1 < blocks.size(); i += 2)\n  if (blocks[i] == room) result.insert(result.end(), {(blocks[i + 1] & 0x1FFF) / 2 % 64, (blocks[i + 1] & 0x1FFF) / 128, blocks[i + 1] >> 13 & 1});\nreturn result;",
        "over": f"std::map<int, int> counts;\nfor (size_t i = 0; i + 1 < blocks.size(); i += 2) ++counts[blocks[i]];\nstd::vector<int> result;\nfor (const auto& [room, count] : counts)\n  if (count > {limit}) result.push_back(room);\nreturn result;",
    }[wanted]

    def oracle(blocks: list[int], room: int = 0) -> object:
        pairs = list(zip(blocks[::2], blocks[1::2], strict=False))
        rooms = [one for one, _ in pairs]
        if wanted == "count":
            return rooms.count(room)
        if wanted == "over":
            return sorted(one for one in set(rooms) if rooms.count(one) > limit)
        return [
            p for a, b in pairs if a == room for p in (b % 0x2000 // 2 % 64, b % 0x2000 // 2 // 64, b // 0x2000 % 2)
        ]

    def given(r: random.Random) -> list[object]:
        words = [
            one
            for _ in range(r.randrange(9))
            for one in (r.choice((3, 0x57, 0x104)), 2 * r.randrange(4000) | r.choice((0, 0x2000)))
        ]
        return [words + r.choice(([], [3])), *([] if wanted == "over" else [r.choice((3, 0x57, 0x104))])]

    goal = {
        "count": "how many pushable blocks room `room` has",
        "places": "x, y and layer of each pushable block of room `room` as a flat list (bits 0-12 of the position are 2 * (y * 64 + x), bit 13 is the layer)",
        "over": f"the rooms with more than {limit} pushable blocks, ascending",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({WORDS} blocks{'' if wanted == 'over' else ', uint16_t room'})",
        body,
        oracle,
        given,
        (
            f"Block table of all rooms, words room, position, room, position...: return {goal}.",
            f"(room, position)* -> {goal}; a lone last word is ignored",
            f"Write a function for the table of pushable blocks, which has two words for each: the room and the position. Return {goal}. Entries of a room need not be together; a single word left at the end does not count.",
            f"All pushable blocks of the game are in one list of pairs (room number, then position). My editor needs {goal}. The list isn't sorted, and half a pair at its end is to be ignored.",
        ),
    )


def shared_headers(rng: random.Random) -> Made:
    wanted = rng.choice(("find", "groups"))
    size = rng.choice((14, 7, 4))
    if wanted == "find":
        body = f"for (size_t other = 0; (other + 1) * {size} <= headers.size(); ++other)\n  if (other != room && std::equal(headers.begin() + other * {size}, headers.begin() + (other + 1) * {size}, headers.begin() + room * {size}))\n    return other;\nreturn -1;"
    else:
        body = f"std::set<std::vector<uint8_t>> different;\nfor (size_t at = 0; at + {size} <= headers.size(); at += {size})\n  different.insert({{headers.begin() + at, headers.begin() + at + {size}}});\nreturn different.size() * {size};"

    def oracle(headers: list[int], room: int = 0) -> int:
        whole = [tuple(headers[i : i + size]) for i in range(0, len(headers) - size + 1, size)]
        if wanted == "groups":
            return sum(map(len, set(whole)))
        mine = whole[room]
        return next((i for i, one in enumerate(whole) if one == mine and i != room), -1)

    def given(r: random.Random) -> list[object]:
        kinds = [r.randbytes(size), r.randbytes(size), r.randbytes(size)]
        kinds.append(kinds[0][:-1] + b"\x01")
        count = r.randrange(1, 7)
        data = b"".join(r.choice(kinds) for _ in range(count)) + r.choice((b"", b"\x01\x02"))
        return [data, r.randrange(count)] if wanted == "find" else [data]

    goal = (
        "the lowest number of another room whose header is the same as that of room `room`, -1 if there is none"
        if wanted == "find"
        else "how many bytes are needed if every different header is stored just once"
    )
    return Made(
        f"int @f({BYTES} headers{', size_t room' if wanted == 'find' else ''})",
        body,
        oracle,
        given,
        (
            f"Room headers, {size} bytes each, one behind the other: {goal}?",
            f"headers[room * {size}], whole ones only -> {goal}",
            f"Write a function that lets rooms share their headers. The headers have {size} bytes and are stored for rooms 0, 1, 2 and so on without gaps; an incomplete one at the end does not count. Return {goal}.",
            f"Several rooms could point to one header. All headers lie in a row ({size} bytes for each room from 0 on; ignore a fragment at the end), and I want to know {goal}.",
        ),
    )


RECIPES = (
    torches_of_room,
    chests_renumbered,
    pots_in_order,
    blocks_per_room,
    shared_headers,
)
