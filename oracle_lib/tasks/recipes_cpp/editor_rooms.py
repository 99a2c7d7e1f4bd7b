"""Maps and dungeons as bytes: room headers, object and sprite lists, doors, chests, entrances, grids of rooms."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def decode_object(rng: random.Random) -> Made:
    sizes = rng.choice(("nibbles", "low bits"))
    names = ("x", "y", "size", "id")
    struct = Struct(
        rng.choice(("RoomObject", "Object", "Placed")), (("u8", "x"), ("u8", "y"), ("u8", "size"), ("u8", "id"))
    )
    if sizes == "low bits":
        body = "return {static_cast<uint8_t>(bytes[0] >> 2), static_cast<uint8_t>(bytes[1] >> 2),\n        static_cast<uint8_t>((bytes[0] & 3) << 2 | (bytes[1] & 3)), bytes[2]};"
        said = "x is the upper six bits of byte 0 and y those of byte 1; the size is (byte 0's lower two bits) * 4 + byte 1's lower two bits; the id is byte 2"
    else:
        body = "return {static_cast<uint8_t>(bytes[0] & 15), static_cast<uint8_t>(bytes[0] >> 4),\n        static_cast<uint8_t>(bytes[1] & 15), static_cast<uint8_t>(bytes[2] ^ bytes[1] >> 4)};"
        said = "x is the lower and y the upper nibble of byte 0; the size is the lower nibble of byte 1; the id is byte 2 XOR the upper nibble of byte 1"

    def oracle(data: list[int]) -> Record:
        a, b, c = data
        if sizes == "low bits":
            return Record(names, (a // 4, b // 4, a % 4 * 4 + b % 4, c))
        return Record(names, (a % 16, a // 16, b % 16, c ^ b // 16))

    return Made(
        f"{struct.name} @f(const std::array<uint8_t, 3>& bytes)",
        body,
        oracle,
        lambda r: [r.randbytes(3)],
        (
            f"Write a function that decodes a three-byte dungeon object: {said}.",
            f"How do I unpack a room object from its 3 bytes? {said[0].upper() + said[1:]}.",
            f"3 bytes -> object; {said}",
            f"The object list of a room has three bytes an entry and my editor needs x, y, size and id: {said}.",
        ),
        (struct,),
    )


def encode_object(rng: random.Random) -> Made:
    order = rng.choice(((0, 1, 2), (2, 0, 1), (1, 0, 2)))
    six = rng.random() < 0.6
    if six:
        parts = ["(x & 63) << 2 | (size >> 2 & 3)", "(y & 63) << 2 | (size & 3)", "id"]
        said = [
            "x (6 bits) in bits 2-7 and bits 2-3 of size in bits 0-1",
            "y (6 bits) in bits 2-7 and bits 0-1 of size in bits 0-1",
            "the id",
        ]
    else:
        parts = ["(y & 15) << 4 | (x & 15)", "size", "id"]
        said = ["y in the upper and x in the lower nibble (4 bits each)", "the size", "the id"]
    chosen = [parts[i] for i in order]
    listed = "; ".join(f"byte {place}: {said[i]}" for place, i in enumerate(order))
    body = "return {" + ",\n        ".join(f"static_cast<uint8_t>({one})" for one in chosen) + "};"

    def oracle(x: int, y: int, size: int, number: int) -> list[int]:
        if six:
            made = [x % 64 * 4 + size // 4 % 4, y % 64 * 4 + size % 4, number]
        else:
            made = [y % 16 * 16 + x % 16, size, number]
        return [made[i] for i in order]

    return Made(
        "std::array<uint8_t, 3> @f(uint8_t x, uint8_t y, uint8_t size, uint8_t id)",
        body,
        oracle,
        lambda r: [
            r.choice((r.randrange(16), r.randrange(64), r.randrange(256))),
            r.choice((r.randrange(16), r.randrange(64), 255)),
            r.randrange(16),
            r.randrange(256),
        ],
        (
            f"Write a function that packs an object into three bytes. {listed[0].upper() + listed[1:]}. Higher bits of a field that do not fit are dropped.",
            f"How do I encode a room object? {listed[0].upper() + listed[1:]}. Mask what is too large.",
            f"{{x, y, size, id}} -> 3 bytes; {listed}; fields are cut to their bits",
            f"Saving a room turns each object into 3 bytes again: {listed}. A coordinate that exceeds its bits loses the upper ones.",
        ),
    )


def count_until_end(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 3, 4))
    end = rng.choice((0xFF, 0xFF, 0xFFFF, 0x00))
    wide = end > 255
    test = "data[at] == 0xFF && data[at + 1] == 0xFF" if wide else f"data[at] == {hexadecimal(end)}"
    result = rng.choice(("entries", "bytes"))
    ret = "count" if result == "entries" else "at - start"
    body = f"size_t at = start{', count = 0' if result == 'entries' else ''};\nwhile (at + {size} <= data.size() && !({test})) {{\n  at += {size};\n  {'++count;' if result == 'entries' else ''}\n}}\nreturn {ret};".replace(
        "\n  \n", "\n"
    ).replace(f"!({test})", f"data[at] != {hexadecimal(end)}" if not wide else f"!({test})")

    def oracle(data: list[int], start: int) -> int:
        entries = [data[i : i + size] for i in range(start, len(data), size)]
        count = 0
        for entry in entries:
            if len(entry) < size or (entry[0] == (255 if wide else end) and (not wide or entry[1] == 255)):
                break
            count += 1
        return count if result == "entries" else count * size

    def given(r: random.Random) -> list[object]:
        start = r.randrange(4)
        out = r.randbytes(start)
        for _ in range(r.randrange(0, 6)):
            out += bytes(
                [
                    r.choice((1, 0xFE, 0xFF if wide else 5, r.randrange(1, 255))),
                    r.randrange(0xFF),
                    *r.randbytes(size - 2),
                ]
            )
        stop = b"\xff\xff" if wide else bytes([end])
        return [out + r.choice((stop + r.randbytes(7), stop + r.randbytes(7), b"", b"\x07")), start]

    mark = (
        "the word 0xFFFF (two bytes 0xFF) in place of an entry's first two bytes"
        if wide
        else f"a byte {hexadecimal(end)} in place of an entry's first byte"
    )
    what = (
        "how many entries it has" if result == "entries" else "how many bytes its entries take (without the end mark)"
    )
    return Made(
        f"size_t @f({BYTES} data, size_t start)",
        body,
        oracle,
        given,
        (
            f"Write a function that goes over a list of {size}-byte entries from offset `start` and returns {what}. It ends with {mark}, or where no whole entry is left in the data.",
            f"How do I measure an object list of unknown length? Entries have {size} bytes, from `start` on; {mark} ends it, and so does the end of the data (a partial entry does not count). I want {what}.",
            f"n = 0; while entry at start + {size}n is complete and not {'FF FF' if wide else f'{end:02X}'}: n++; result: {what}",
            f"Sprites of a room are {size} bytes each, terminated by {mark}. Tell me {what}; data that stop early end the list as well.",
        ),
    )


def split_layers(rng: random.Random) -> Made:
    count = rng.choice((2, 3))
    index = rng.randrange(count)
    body = cpp(
        """
        std::vector<uint8_t> layer;
        int number = 0;
        for (size_t at = 0; at + 1 < data.size() && number <= @index;) {
          if (data[at] == 0xFF && data[at + 1] == 0xFF) {
            ++number;
            at += 2;
          } else {
            if (number == @index) layer.insert(layer.end(), data.begin() + at, data.begin() + at + 3);
            at += 3;
          }
        }
        return layer;
        """,
        index=index,
    )

    def oracle(data: list[int]) -> list[int]:
        layers: list[list[int]] = [[]]
        left = list(data)
        while left:
            if left[:2] == [255, 255]:
                layers.append([])
                del left[:2]
            else:
                layers[-1] += left[:3]
                del left[:3]
        return layers[index]

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(count):
            for _ in range(r.randrange(0, 4)):
                out += bytes(
                    [r.choice((0xFF, 3, r.randrange(256))), r.randrange(0xFF), r.choice((0xFF, r.randrange(256)))]
                )
            out += b"\xff\xff"
        return [out]

    nth = ("first", "second", "third")[index]
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the bytes of the {nth} layer of a room. The data hold {count} layers; a layer is a list of three-byte objects, ended by the two bytes FF FF where the next object would start. The end mark is not part of the result.",
            f"How do I isolate the {nth} of {count} object lists that follow each other? Objects have 3 bytes (their first two are never both 0xFF), lists end with FF FF. Only the objects, please.",
            f"data = {' '.join('(obj:3)* FF FF' for _ in range(count))}; result = the objects of list {index} (counting from 0)",
            f"Dungeon rooms draw {count} layers, each a sequence of 3-byte objects and then 0xFFFF. My layer filter shows the {nth} one: give me its object bytes, without the marker. Note that FF may well occur inside objects.",
        ),
    )


def sprite_position(rng: random.Random) -> Made:
    struct = Struct("Sprite", (("u16", "x"), ("u16", "y"), ("u8", "id"), ("bool", "lower")))
    names = ("x", "y", "id", "lower")
    scale = rng.choice((1, 16, 16))
    times = " * 16" if scale == 16 else ""
    order = rng.choice(("y first", "x first"))
    a, b = ("bytes[0]", "bytes[1]") if order == "y first" else ("bytes[1]", "bytes[0]")
    body = f"return {{static_cast<uint16_t>(({b} & 0x1F){times}), static_cast<uint16_t>(({a} & 0x1F){times}), bytes[2], (bytes[0] & 0x80) != 0}};"
    if scale == 1:
        body = f"return {{static_cast<uint16_t>({b} & 0x1F), static_cast<uint16_t>({a} & 0x1F), bytes[2], (bytes[0] & 0x80) != 0}};"

    def oracle(data: list[int]) -> Record:
        y, x = (data[0], data[1]) if order == "y first" else (data[1], data[0])
        return Record(names, (x % 32 * scale, y % 32 * scale, data[2], data[0] >= 128))

    first, second = ("y", "x") if order == "y first" else ("x", "y")
    unit = "in pixels (times 16)" if scale == 16 else "in tiles"
    said = f"the lower five bits of byte 0 are {first} and those of byte 1 {second}, {'of 16 pixels each' if scale == 16 else 'as they are'}; bit 7 of byte 0 tells that it is on the lower floor; byte 2 is the id"
    return Made(
        "Sprite @f(const std::array<uint8_t, 3>& bytes)",
        body,
        oracle,
        lambda r: [r.randbytes(3)],
        (
            f"Write a function that decodes a sprite entry of three bytes, with its position {unit}: {said}.",
            f"How do I read a dungeon sprite? Three bytes: {said}. Positions {unit}.",
            f"sprite = {{{second if order == 'y first' else first}: (b{1 if order == 'y first' else 0} & $1F){times}, y: (b{0 if order == 'y first' else 1} & $1F){times}, id: b2, lower: b0 bit 7}}",
            f"The sprite layer of my room editor places icons {unit}. In the list {said}.",
        ),
        (struct,),
    )


def chest_items(rng: random.Random) -> Made:
    big = rng.random() < 0.6
    limit = rng.choice((0, 0, 6))
    stop = f" && items.size() < {limit}" if limit else ""
    test = "(word & 0x7FFF) == room" if big else "word == room"
    body = f"std::vector<uint8_t> items;\nfor (size_t at = 0; at + 2 < table.size(){stop}; at += 3) {{\n  int word = table[at] | table[at + 1] << 8;\n  if ({test}) items.push_back(table[at + 2]);\n}}\nreturn items;"

    def oracle(table: list[int], room: int) -> list[int]:
        entries = [table[i : i + 3] for i in range(0, len(table) - 2, 3)]
        found = [item for low, high, item in entries if low + 256 * (high % 128 if big else high) == room]
        return found[: limit or None]

    def given(r: random.Random) -> list[object]:
        rooms = [r.randrange(0x128) for _ in range(3)]
        out = b""
        for _ in range(r.randrange(0, 14)):
            word = r.choice(rooms) | r.choice((0, 0, 0x8000))
            out += word.to_bytes(2, "little") + r.randbytes(1)
        return [out + r.choice((b"", b"\x01\x02")), r.choice(rooms)]

    flag = (
        " Bit 15 of the word marks a big chest and does not belong to the room number."
        if big
        else " All 16 bits are the room number."
    )
    most = f" At most {limit} are returned." if limit else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} table, uint16_t room)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the items of all chests in `room`, in table order. The chest table has entries of a little-endian word with the room and a byte with the item.{flag}{most} An incomplete entry at the end is ignored. `room` is below 0x8000.",
            f"How do I look up the chests of a room? Table: room (2 bytes, low first), item (1 byte), repeated.{flag}{most} Room numbers that I ask for are below 0x8000; leftover bytes do not count.",
            f"[e.item for e in table if e.room{' & $7FFF' if big else ''} == room], entries of word room (LE), byte item.{most} Only whole entries; room < $8000.",
            f"Opening a room in the editor lists what its chests contain. They are in one big table of three bytes each: the room's number as a little-endian word, then the item.{flag}{most} Skip a cut-off last entry. (`room` < 0x8000)",
        ),
    )


def room_grid(rng: random.Random) -> Made:
    width = rng.choice((16, 8))
    height = rng.choice((16, 19, 8, 20))
    total = width * height
    wrap = rng.random() < 0.4
    if wrap:
        body = f"int x = room % {width}, y = room / {width};\nx = (x + dx + {width}) % {width};\ny = (y + dy + {height}) % {height};\nreturn y * {width} + x;"
    else:
        body = f"int x = room % {width} + dx, y = room / {width} + dy;\nif (x < 0 || x >= {width} || y < 0 || y >= {height}) return -1;\nreturn y * {width} + x;"

    def oracle(room: int, dx: int, dy: int) -> int:
        y, x = divmod(room, width)
        x, y = x + dx, y + dy
        if wrap:
            return y % height * width + x % width
        return y * width + x if x in range(width) and y in range(height) else -1

    edge = "the grid wraps around at its borders" if wrap else "outside of the grid the result is -1"
    return Made(
        "int @f(int room, int dx, int dy)",
        body,
        oracle,
        lambda r: [
            r.choice((0, width - 1, total - 1, total - width, r.randrange(total))),
            r.choice((-1, 0, 1)),
            r.choice((-1, 0, 1)),
        ],
        (
            f"Write a function that returns the room next to `room` in a grid of {width} columns and {height} rows, numbered row by row from 0; `dx` and `dy` are -1, 0 or 1 (right and down are positive); {edge}.",
            f"How do I find a neighbouring room? Room numbers count along rows of {width}, there are {height} rows; dx, dy in -1..1; {edge}.",
            f"(room mod {width} + dx, room / {width} + dy) on {width}x{height}"
            + (", each coordinate modulo its size" if wrap else "; -1 outside"),
            f"Walking through a door leads to the adjacent room, so my editor follows it: {width} rooms make a row, {height} rows a floor; {edge}. Steps are -1, 0 or 1 in each direction.",
        ),
    )


def area_of_position(rng: random.Random) -> Made:
    side = rng.choice((256, 512, 1024))
    columns = rng.choice((4, 8, 16))
    rows = rng.choice((4, 8))
    base = rng.choice((0, 0x40, 0x80))
    what = rng.choice(("local", "quadrant"))
    if what == "local":
        signature = "std::array<int, 3> @f(int x, int y)"
        body = f"int area = y / {side} * {columns} + x / {side}{f' + {hexadecimal(base)}' if base else ''};\nreturn {{area, x % {side}, y % {side}}};"
        said = f"returns {{area, x within it, y within it}} for a position in a world of {columns}x{rows} areas of {side}x{side} pixels; areas are numbered row by row from {hexadecimal(base)}"
    else:
        signature = "int @f(int x, int y)"
        half = side // 2
        body = f"return x / {half} % 2 + y / {half} % 2 * 2;"
        said = f"returns which quarter of its area a position is in (areas are {side}x{side} pixels): 0 upper left, 1 upper right, 2 lower left, 3 lower right"

    def oracle(x: int, y: int) -> object:
        column, inner_x = divmod(x, side)
        row, inner_y = divmod(y, side)
        if what == "local":
            return [base + row * columns + column, inner_x, inner_y]
        return (1 if inner_x >= side // 2 else 0) + (2 if inner_y >= side // 2 else 0)

    return Made(
        signature,
        body,
        oracle,
        lambda r: [
            r.choice((0, side - 1, side, side // 2, r.randrange(columns * side))),
            r.choice((0, side - 1, side, r.randrange(rows * side))),
        ],
        (
            f"Write a function that {said}. Positions are in the world (never negative).",
            f"How do I locate a pixel of the world map? I need a function that {said}. x and y are valid.",
            (
                f"{{{hexadecimal(base)} + (y / {side}) * {columns} + x / {side}, x mod {side}, y mod {side}}}, world of {columns}x{rows} areas"
                if what == "local"
                else f"(x mod {side} >= {side // 2} ? 1 : 0) + (y mod {side} >= {side // 2} ? 2 : 0), x and y not negative"
            ),
            f"Dropping an item on the world map gives world pixels. My code {said}. No negative coordinates occur.",
        ),
    )


def door_list(rng: random.Random) -> Made:
    direction_bits = rng.choice((2, 2, 3))
    mask = (1 << direction_bits) - 1
    field = rng.choice(("count", "types"))
    body_count = f"int doors = 0;\nfor (uint16_t word : words) {{\n  if (word == 0xFFFF) break;\n  if ((word & {mask}) == direction) ++doors;\n}}\nreturn doors;"
    body_types = f"std::vector<uint8_t> types;\nfor (uint16_t word : words) {{\n  if (word == 0xFFFF) break;\n  if ((word & {mask}) == direction) types.push_back(word >> 8);\n}}\nreturn types;"

    def oracle(words: list[int], direction: int) -> object:
        kept = words[: words.index(0xFFFF)] if 0xFFFF in words else words
        types = [word // 256 for word in kept if word % (mask + 1) == direction]
        return len(types) if field == "count" else types

    def given(r: random.Random) -> list[object]:
        words = [
            r.randrange(0x40) << 8 | r.randrange(16) << 4 | r.randrange(mask + 1) for _ in range(r.randrange(0, 9))
        ]
        if r.random() < 0.6:
            words.insert(r.randrange(len(words) + 1), 0xFFFF)
        return [words, r.randrange(4)]

    what = (
        "how many doors face `direction`"
        if field == "count"
        else "the types of the doors that face `direction`, in order"
    )
    said = f"a door's direction is in its lower {direction_bits} bits and its type in the upper byte; the word 0xFFFF ends the list, which may also just stop"
    return Made(
        f"{'int' if field == 'count' else 'std::vector<uint8_t>'} @f({WORDS} words, int direction)",
        body_count if field == "count" else body_types,
        oracle,
        given,
        (
            f"Write a function that returns {what}. Doors are words: {said}.",
            f"How do I query the door list of a room? I want {what}: {said}.",
            f"doors until $FFFF; select (w & {mask}) == direction -> {'count' if field == 'count' else 'w >> 8'}",
            f"To draw exits I need {what}. In the room data {said}.",
        ),
    )


def header_byte(rng: random.Random) -> Made:
    pieces = rng.choice(
        (
            (("background", 5, 3), ("collision", 2, 3), ("light", 0, 1)),
            (("palette", 0, 6), ("dark", 7, 1)),
            (("effect", 0, 4), ("floor", 4, 2), ("warp", 6, 2)),
            (("tileset", 0, 5), ("music", 5, 3)),
        )
    )
    body = (
        "return {"
        + ", ".join(f"header >> {s} & {(1 << w) - 1}" if s else f"header & {(1 << w) - 1}" for _, s, w in pieces)
        + "};"
    )
    shifted = rng.random() < 0.3
    listed = ", ".join(
        f"{n} (bit{'s ' + str(s) + '-' + str(s + w - 1) if w > 1 else ' ' + str(s)})" for n, s, w in pieces
    )
    if shifted:
        signature = f"uint8_t @f({', '.join(f'int {n}' for n, _, _ in pieces)})"
        body = (
            "return "
            + " | ".join(f"({n} & {(1 << w) - 1}) << {s}" if s else f"({n} & {(1 << w) - 1})" for n, s, w in pieces)
            + ";"
        )

        def joined(*values: int) -> int:
            return sum(value % 2**w * 2**s for value, (_, s, w) in zip(values, pieces, strict=True))

        return Made(
            signature,
            body,
            joined,
            lambda r: [r.choice((0, (1 << w) - 1, 1 << w, r.randrange(1 << w))) for _, _, w in pieces],
            (
                f"Write a function that makes a room header byte of its fields: {listed}. A value that is too large is cut to its bits; unused bits are 0.",
                f"How do I assemble this header byte? Fields: {listed}; mask each one, everything else 0.",
                "byte = " + " + ".join(f"({n} mod {1 << w}) * {1 << s}" for n, s, w in pieces),
                f"The room dialog writes one byte: {listed}. Excess bits of a field are dropped so that fields never disturb each other.",
            ),
        )
    return Made(
        f"std::array<int, {len(pieces)}> @f(uint8_t header)",
        body,
        lambda header: [header // 2**s % 2**w for _, s, w in pieces],
        lambda r: [r.choice((0, 255, r.randrange(256), r.randrange(256)))],
        (
            f"Write a function that splits a room header byte into its fields, in this order: {listed}.",
            f"How do I take the header byte apart? I want an array with {listed}.",
            "header -> {" + ", ".join(f"(h / {1 << s}) mod {1 << w}" for _, s, w in pieces) + "}",
            f"The room properties window shows, from one byte of the header, {listed}. Return the numbers in that order; other bits are unused.",
        ),
    )


def entrance_camera(rng: random.Random) -> Made:
    width, height = rng.choice(((256, 224), (256, 256), (512, 448)))
    room = rng.choice((512, 1024))
    half = rng.random() < 0.6
    minus_x, minus_y = (width // 2, height // 2) if half else (rng.randrange(80, 128), rng.randrange(80, 120))
    body = f"return {{std::clamp(x - {minus_x}, 0, {room - width}), std::clamp(y - {minus_y}, 0, {room - height})}};"
    top_x, top_y = room - width, room - height

    def oracle(x: int, y: int) -> list[int]:
        return [sorted((0, x - minus_x, top_x))[1], sorted((0, y - minus_y, top_y))[1]]

    where = f"{minus_x} pixels left of and {minus_y} above the player"
    return Made(
        "std::array<int, 2> @f(int x, int y)",
        body,
        oracle,
        lambda r: [
            r.choice((0, room - 1, r.randrange(room), r.randrange(room))),
            r.choice((0, room - 1, r.randrange(room), minus_y)),
        ],
        (
            f"Write a function that returns the scroll position {{x, y}} for a player at (x, y): the window of {width}x{height} pixels starts {where}, but never leaves the room of {room}x{room} pixels.",
            f"How do I compute the camera of an entrance? Its upper left corner is {where}, clamped so that the {width}x{height} screen stays within {room}x{room}.",
            f"cx = clamp(x - {minus_x}, 0, {room - width}), cy = clamp(y - {minus_y}, 0, {room - height})",
            f"When the user moves an entrance, the editor sets the camera too. The screen ({width} wide, {height} high) has its corner {where} unless the room's edge (side {room}) is in the way.",
        ),
    )


def unused_rooms(rng: random.Random) -> Made:
    total = rng.choice((16, 32, 40, 64))
    what = rng.choice(("list", "first", "count"))
    returns = "std::vector<int>" if what == "list" else "int"
    tail = {
        "list": "std::vector<int> free;\nfor (int room = 0; room < @total; ++room)\n  if (!used[room]) free.push_back(room);\nreturn free;",
        "first": "for (int room = 0; room < @total; ++room)\n  if (!used[room]) return room;\nreturn -1;",
        "count": "return static_cast<int>(std::count(used.begin(), used.end(), false));",
    }[what]
    body = cpp(
        "std::array<bool, @total> used{};\nfor (uint16_t room : rooms)\n  if (room < @total) used[room] = true;\n"
        + tail,
        total=total,
    )

    def oracle(rooms: list[int]) -> object:
        free = sorted(set(range(total)) - set(rooms))
        return {"list": free, "first": free[0] if free else -1, "count": len(free)}[what]

    said = {
        "list": "all rooms that nothing refers to, ascending",
        "first": "the lowest room that nothing refers to, -1 if there is none",
        "count": "how many rooms nothing refers to",
    }[what]
    return Made(
        f"{returns} @f({WORDS} rooms)",
        body,
        oracle,
        lambda r: [
            [r.randrange(total + 3) for _ in range(r.choice((3, total // 2, total, total)))]
            if r.random() < 0.8
            else list(range(r.choice((total - 1, total))))
        ],
        (
            f"Write a function that returns {said}. `rooms` are the room numbers that entrances and stairs lead to, in any order and with repetitions; valid rooms are 0 to {total - 1}, other numbers are ignored.",
            f"How do I find free rooms? Of the rooms 0..{total - 1} I need {said}; `rooms` lists the referenced ones (unsorted, duplicates, perhaps numbers from {total} on that don't matter).",
            f"{{0..{total - 1}}} minus rooms -> {said}",
            f"Adding a dungeon needs unused rooms. Given every destination in use, tell me {said}. There are {total} rooms; larger numbers are garbage.",
        ),
    )


def object_bounds(rng: random.Random) -> Made:
    direction = rng.choice(("right", "down", "both"))
    base, step = rng.choice(((1, 1), (2, 2), (4, 2), (1, 2), (2, 4)))
    extent = f"{base} + size * {step}" if step > 1 else f"{base} + size"
    other = rng.choice((2, 4, 3))
    w = extent if direction != "down" else str(other)
    h = extent if direction != "right" else str(other)
    limit = rng.choice((64, 32))
    body = f"int w = {w}, h = {h};\nreturn {{std::min(w, {limit} - x), std::min(h, {limit} - y)}};"

    def oracle(x: int, y: int, size: int) -> list[int]:
        long = base + step * size
        wide, high = (long if direction != "down" else other), (long if direction != "right" else other)
        return [min(wide, limit - x), min(high, limit - y)]

    growth = f"{base} plus {step} for each unit of `size`"
    shape = {
        "right": f"is {growth} wide and {other} high",
        "down": f"is {other} wide and {growth} high",
        "both": f"is a square with a side of {growth}",
    }[direction]
    return Made(
        "std::array<int, 2> @f(int x, int y, int size)",
        body,
        oracle,
        lambda r: [r.randrange(limit), r.randrange(limit), r.randrange(16)],
        (
            f"Write a function that returns {{width, height}} in tiles of a room object at (x, y). It {shape}, but is cut off at the room's right and bottom edge; the room is {limit}x{limit} tiles, and x, y are inside.",
            f"How do I get the selection box of a resizable object? It {shape} (in tiles); what sticks out of the {limit}x{limit} room does not count. Result {{width, height}}.",
            f"w = min({w}, {limit} - x), h = min({h}, {limit} - y)",
            f"In my dungeon editor an object of this kind {shape}. Draw its frame only up to the border of the room (tiles 0 to {limit - 1} in both directions): return width and height.",
        ),
    )


def room_flags(rng: random.Random) -> Made:
    names = rng.choice(
        (("key", "chest", "boss", "door"), ("visited", "cleared", "lever"), ("map", "compass", "key", "heart", "pot"))
    )
    start = rng.choice((0, 0, 4, 8))
    body = "return " + " | ".join(f"{n} << {start + i}" if start + i else f"{n}" for i, n in enumerate(names)) + ";"
    inverse = rng.random() < 0.5
    listed = ", ".join(f"bit {start + i} {n}" for i, n in enumerate(names))
    if inverse:
        sep = rng.choice((", ", " ", "+", "/"))
        none = rng.choice(("none", "-", ""))
        body = f'static const char* names[] = {{{", ".join(chr(34) + n + chr(34) for n in names)}}};\nstd::string text;\nfor (int i = 0; i < {len(names)}; ++i)\n  if (flags >> ({start} + i) & 1) {{\n    if (!text.empty()) text += "{sep}";\n    text += names[i];\n  }}\nreturn text.empty() ? "{none}" : text;'.replace(
            "(0 + i)", "i"
        )
        if not none:
            body = body.replace('return text.empty() ? "" : text;', "return text;")

        def named(flags: int) -> str:
            return sep.join(n for i, n in enumerate(names) if flags & 1 << start + i) or none

        empty = f'"{none}"' if none else "an empty string"
        return Made(
            "std::string @f(uint16_t flags)",
            body,
            named,
            lambda r: [
                r.choice((0, r.getrandbits(16), r.getrandbits(len(names)) << start, r.getrandbits(len(names)) << start))
            ],
            (
                f'Write a function that lists the names of the set flags, separated by "{sep}", lowest bit first: {listed}. Other bits do not matter; if none of these is set the result is {empty}.',
                f'How do I print room flags in words? {listed}; joined with "{sep}" in this order; {empty} for none of them.',
                f'join("{sep}", names of set bits) where {listed}; nothing set: {empty}',
                f'The flag column of my room table should read like "{names[0]}{sep}{names[1]}". Bits: {listed}. Ignore unknown bits; no known bit gives {empty}.',
            ),
        )

    def joined(*values: int) -> int:
        return sum(2 ** (start + i) for i, value in enumerate(values) if value)

    return Made(
        f"uint16_t @f({', '.join(f'bool {n}' for n in names)})",
        body,
        joined,
        lambda r: [r.randrange(2) for _ in names],
        (
            f"Write a function that packs these flags into a word: {listed}; a set flag is 1, all other bits are 0.",
            f"How do I combine bools to room flags? {listed[0].upper() + listed[1:]}.",
            "word = " + " + ".join(f"{1 << start + i} * {n}" for i, n in enumerate(names)),
            f"The checkboxes of the room window end up in one word: {listed}. Build it.",
        ),
    )


RECIPES = (
    decode_object,
    encode_object,
    count_until_end,
    split_layers,
    sprite_position,
    chest_items,
    room_grid,
    area_of_position,
    door_list,
    header_byte,
    entrance_camera,
    unused_rooms,
    object_bounds,
    room_flags,
)
