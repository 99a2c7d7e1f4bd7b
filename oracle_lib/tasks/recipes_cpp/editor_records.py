"""Tables of fixed-size records: fields and columns, look-ups, split pointer tables, entrances and exits, statistics."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _layout(rng: random.Random) -> tuple[int, int, int, int]:
    """Where a table starts, the size of its records, and the offset and width of a field in them."""
    size, width = rng.choice((4, 5, 6, 8, 10, 16)), rng.choice((1, 2))
    return rng.choice((0, 0, rng.randrange(1, 30))), size, rng.randrange(size - width + 1), width


def _read(at: str, width: int) -> str:
    return f"data[{at}]" if width == 1 else f"data[{at}] | data[{at} + 1] << 8"


def record_field(rng: random.Random) -> Made:
    base, size, offset, width = _layout(rng)
    start = base + offset
    place = f"index * {size}" + (f" + {start}" if start else "")
    outside = rng.choice(("0", "-1"))
    body = f"size_t at = {place};\nif (index < 0 || at + {width} > data.size()) return {outside};\nreturn {_read('at', width)};"
    kind = "byte" if width == 1 else "little-endian word"

    def oracle(data: list[int], index: int) -> int:
        field = data[base + index * size + offset :][:width] if index >= 0 else []
        return int.from_bytes(bytes(field), "little") if len(field) == width else int(outside)

    where = f"starts at offset {base}" if base else "starts at offset 0"
    return Made(
        f"int @f({BYTES} data, int index)",
        body,
        oracle,
        lambda r: [r.randbytes(base + size * r.randrange(1, 6)), r.choice((0, 1, 2, 5, -1, r.randrange(6)))],
        (
            f"Write a function that returns a field of record number `index`: the table {where}, its records have {size} bytes, and the field is the {kind} at offset {offset} of a record. For a negative index, or where the field is not inside the data, return {outside}.",
            f"How do I get at a record's field? Records of {size} bytes from offset {base}, {kind} at {offset} within; index may be invalid (negative, or the field beyond the data): {outside}.",
            f"value = {'byte' if width == 1 else 'word'}[{base} + index * {size} + {offset}]; out of range (also index < 0): {outside}",
            f"The property grid shows a column of the enemy table. Each enemy takes {size} bytes, the first {where.replace('starts', 'is')}; I need the {kind} at {offset}. Missing data give {outside}.",
        ),
    )


def set_record_field(rng: random.Random) -> Made:
    base, size, offset, width = _layout(rng)
    top = 255 if width == 1 else 65535
    start = base + offset
    place = f"index * {size}" + (f" + {start}" if start else "")
    clamp = rng.random() < 0.5
    value = f"std::clamp(value, 0, {top})" if clamp else "value"
    lines = "data[at] = stored & 0xFF;" + ("\ndata[at + 1] = stored >> 8 & 0xFF;" if width == 2 else "")
    body = f"size_t at = {place};\nint stored = {value};\n{lines}"

    def oracle(data: list[int], index: int, value: int) -> None:
        at = base + index * size + offset
        kept = min(max(value, 0), top) if clamp else value % (top + 1)
        data[at : at + width] = kept.to_bytes(width, "little")

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        return [
            r.randbytes(base + size * count),
            r.randrange(count),
            r.choice((0, top, top + 1, r.randrange(top), 2 * top, *((-1,) if clamp else ()))),
        ]

    kind = "byte" if width == 1 else "word (low byte first)"
    rule = (
        f"below 0 it becomes 0, above {top} it becomes {top}"
        if clamp
        else f"only its lower {8 * width} bits are stored; it is never negative"
    )
    return Made(
        f"void @f({BUFFER} data, int index, int value)",
        body,
        oracle,
        given,
        (
            f"Write a function that stores `value` in record `index` of a table: records of {size} bytes from offset {base} on, the field is the {kind} at offset {offset} in the record; the record exists. As to the value, {rule}.",
            f"How do I write one field of a record? {size}-byte records start at {base}; field: {kind} at +{offset}. {rule[0].upper() + rule[1:]}. The index is valid.",
            f"{'byte' if width == 1 else 'word'}[{base} + {size} * index + {offset}] = value; {rule}",
            f"Editing a cell of my table view changes a {kind} at {offset} in the record ({size} bytes each, the table begins at {base}). No other byte may change; {rule}. Records are numbered from 0 and the number is always right.",
        ),
    )


def column(rng: random.Random) -> Made:
    base, size, offset, width = _layout(rng)
    what = rng.choice(("list", "sum", "max"))
    start = base + offset
    loop = f"for (size_t at = {start}; at + {size - offset} <= data.size(); at += {size})"
    read = _read("at", width)
    if what == "list":
        body = f"std::vector<uint16_t> values;\n{loop} values.push_back({read});\nreturn values;"
    elif what == "sum":
        body = f"int sum = 0;\n{loop} sum += {read};\nreturn sum;"
    else:
        body = f"int most = -1;\n{loop} most = std::max<int>(most, {read});\nreturn most;"

    def oracle(data: list[int]) -> object:
        rows = [data[i : i + size] for i in range(base, len(data) - size + 1, size)]
        values = [int.from_bytes(bytes(row[offset : offset + width]), "little") for row in rows]
        return {"list": values, "sum": sum(values), "max": max(values, default=-1)}[what]

    kind = "byte" if width == 1 else "little-endian word"
    wanted = {
        "list": f"the {kind}s at offset {offset} of all records, in order",
        "sum": f"the sum of the {kind}s at offset {offset} of all records",
        "max": f"the largest {kind} at offset {offset} of any record, -1 if there is no record",
    }[what]
    return Made(
        f"{'std::vector<uint16_t>' if what == 'list' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(base + size * r.randrange(0, 6) + r.choice((0, 0, size - 1)))],
        (
            f"Write a function that returns {wanted}. Records have {size} bytes, the first starts at offset {base}, the last whole one is the end; a rest of fewer bytes is ignored.",
            f"How do I evaluate one column of a record table? {size} bytes a record, from {base} to the end of the data (an incomplete record does not count). Wanted: {wanted}.",
            f"r[i] = data[{base} + {size}i .. + {size}) while complete; result: {wanted}",
            f"Statistics over the monsters of a game: the table starts at {base} and has {size}-byte records up to the end of the data, maybe with a few stray bytes behind. I want {wanted}.",
        ),
    )


def find_record(rng: random.Random) -> Made:
    size = rng.choice((3, 4, 6, 8))
    key = rng.randrange(size)
    end = rng.choice((0xFF, 0x00, None))
    last = rng.random() < 0.3
    stop = f" && data[at] != {hexadecimal(end)}" if end is not None else ""
    found = "found = index;" if last else "return index;"
    head = "int index = 0, found = -1;" if last else "int index = 0;"
    body = f"{head}\nfor (size_t at = 0; at + {size} <= data.size(){stop}; at += {size}, ++index)\n  if (data[at{f' + {key}' if key else ''}] == id) {found}\nreturn {'found' if last else '-1'};"

    def oracle(data: list[int], number: int) -> int:
        hits = []
        for place in range(len(data) // size):
            row = data[place * size : (place + 1) * size]
            if row[0] == end:
                break
            if row[key] == number:
                hits.append(place)
        return (hits[-1] if last else hits[0]) if hits else -1

    def given(r: random.Random) -> list[object]:
        data = bytes(r.randrange(1, 6) for _ in range(size * r.randrange(0, 7)))
        if end is not None and r.random() < 0.7:
            cut = size * r.randrange(0, len(data) // size + 1)
            data = data[:cut] + bytes([end]) + data[cut:]
        return [data, r.randrange(1, 7)]

    stops = (
        f" A record whose first byte is {hexadecimal(end)} ends the table; so does the end of the data, which may cut a record."
        if end is not None
        else " The table ends with the data; a cut-off record is ignored."
    )
    which = "last" if last else "first"
    return Made(
        f"int @f({BYTES} data, uint8_t id)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the number of the {which} {size}-byte record whose byte at offset {key} is `id`, or -1.{stops}",
            f"How do I search a table of {size}-byte records by the key in byte {key}? {which.capitalize()} match, counted from 0; -1 if there is none.{stops}",
            f"{'max' if last else 'min'} i: data[{size}i + {key}] == id, else -1.{stops}",
            f"Given a sprite's id I want its line in the table (records of {size} bytes, the id is byte {key}); with several take the {which}, without any say -1.{stops}",
        ),
    )


def split_pointers(rng: random.Random) -> Made:
    count = rng.choice((4, 6, 8, 16))
    order: tuple[str, ...] = rng.choice(
        (("low", "high", "bank"), ("bank", "high", "low"), ("low", "high"), ("high", "low"))
    )
    parts = len(order)
    shifts = {"low": 0, "high": 8, "bank": 16}
    terms = " | ".join(
        f"data[{place * count} + i] << {shifts[name]}"
        if place and shifts[name]
        else f"data[{place * count} + i]"
        if place
        else f"data[i] << {shifts[name]}"
        if shifts[name]
        else "data[i]"
        for place, name in enumerate(order)
    )
    if rng.random() < 0.5:
        body = f"std::vector<uint32_t> pointers;\nfor (size_t i = 0; i < {count}; ++i) pointers.push_back({terms});\nreturn pointers;"

        def joined(data: list[int]) -> list[int]:
            rows = [data[i * count : (i + 1) * count] for i in range(parts)]
            return [sum(row[i] << shifts[name] for row, name in zip(rows, order, strict=True)) for i in range(count)]

        return Made(
            f"std::vector<uint32_t> @f({BYTES} data)",
            body,
            joined,
            lambda r: [r.randbytes(parts * count + r.randrange(3))],
            (
                f"Write a function that joins a split pointer table of {count} entries: the data begin with all {order[0]} bytes, then come all {order[1]} bytes"
                + (f", then all {order[2]} bytes" if parts == 3 else "")
                + ". Return the pointers as numbers.",
                f"How do I read pointers that are stored as separate tables ({', '.join(order)} bytes, {count} each, one table after the other)? As {8 * parts}-bit numbers, please.",
                f"p[i] = {' + '.join(f'data[{place * count} + i] * {1 << shifts[name]}' for place, name in enumerate(order))}, i < {count}",
                f"This game keeps {parts} tables of {count} bytes, {' and '.join(order)} bytes of its addresses, in this sequence. Put the addresses together; what follows is of no interest.",
            ),
        )
    pushes = "\n".join(
        f"for (uint32_t pointer : pointers) data.push_back(pointer{f' >> {shifts[name]}' if shifts[name] else ''} & 0xFF);"
        for name in order
    )
    body = f"std::vector<uint8_t> data;\n{pushes}\nreturn data;"
    return Made(
        "std::vector<uint8_t> @f(const std::vector<uint32_t>& pointers)",
        body,
        lambda pointers: [pointer >> shifts[name] & 255 for name in order for pointer in pointers],
        lambda r: [[r.getrandbits(24) for _ in range(r.randrange(0, 7))]],
        (
            f"Write a function that stores pointers in split form: first the {order[0]} bytes of all, then all {order[1]} bytes"
            + (f", then all {order[2]} bytes" if parts == 3 else "; the banks are dropped")
            + ". A pointer has 24 bits: bank, high byte, low byte from the top down.",
            f"How do I write a pointer table as {parts} byte tables ({', '.join(order)}), one after the other?{' Bits 16-23 are left out.' if parts == 2 else ''} Input: 24-bit addresses.",
            f"out = {' ++ '.join(f'[p >> {shifts[name]} & $FF for p]' for name in order)}",
            f"My target format wants tables of single bytes: {', then '.join(order)} bytes of all addresses (low = bits 0-7, high = 8-15, bank = 16-23). Build them in one vector.",
        ),
    )


def parse_entrance(rng: random.Random) -> Made:
    struct = Struct("Entrance", (("u16", "room"), ("u16", "x"), ("u16", "y")))
    names = ("room", "x", "y")
    count = rng.choice((4, 8, 10))
    split = rng.random() < 0.5
    if split:
        body = f"auto word = [&](int at) {{ return static_cast<uint16_t>(data[at] | data[at + 1] << 8); }};\nreturn {{word(index * 2), word({2 * count} + index * 2), word({4 * count} + index * 2)}};"
        said = f"three tables of {count} little-endian words follow each other: the rooms of all entrances, then their x, then their y"
    else:
        body = "auto word = [&](int at) { return static_cast<uint16_t>(data[at] | data[at + 1] << 8); };\nreturn {word(index * 6), word(index * 6 + 2), word(index * 6 + 4)};"
        said = "each entrance has six bytes, the little-endian words room, x and y"

    def oracle(data: list[int], index: int) -> Record:
        words = [low + 256 * high for low, high in zip(data[::2], data[1::2], strict=True)]
        if split:
            return Record(names, words[index::count][:3])
        return Record(names, words[3 * index : 3 * index + 3])

    return Made(
        f"Entrance @f({BYTES} data, int index)",
        body,
        oracle,
        lambda r: [r.randbytes(6 * count), r.randrange(count)],
        (
            f"Write a function that reads entrance number `index` of {count}: {said}. The number is valid.",
            f"How do I load an entrance? In `data`, {said}; there are {count}, numbered from 0.",
            f"entrance[index] = {{room, x, y}}; {said} ({count} entrances)",
            f"The entrance editor shows room and position of each of the {count} entrances: {said}. Fetch one of them.",
        ),
        (struct,),
    )


def items_at(rng: random.Random) -> Made:
    item = Struct("Item", (("u8", "x"), ("u8", "y"), ("u8", "id")))
    names = ("x", "y", "id")
    wide = rng.choice((64, 32))
    body = cpp(
        """
        std::vector<Item> items;
        for (size_t at = 0; at + 2 < data.size() && (data[at] != 0xFF || data[at + 1] != 0xFF); at += 3) {
          int cell = (data[at] | data[at + 1] << 8) / 2;
          items.push_back({static_cast<uint8_t>(cell % @wide), static_cast<uint8_t>(cell / @wide), data[at + 2]});
        }
        return items;
        """,
        wide=wide,
    )

    def oracle(data: list[int]) -> list[Record]:
        found = []
        left = list(data)
        while len(left) > 2 and left[:2] != [255, 255]:
            low, high, number = left[:3]
            y, x = divmod((low + 256 * high) // 2, wide)
            found.append(Record(names, (x, y, number)))
            del left[:3]
        return found

    def given(r: random.Random) -> list[bytes]:
        entries = b"".join(
            (2 * r.randrange(wide * 32)).to_bytes(2, "little") + r.randbytes(1) for _ in range(r.randrange(0, 5))
        )
        return [entries + r.choice((b"\xff\xff", b"\xff\xff\x01\x02\x03", b"", b"\x10"))]

    return Made(
        f"std::vector<Item> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that decodes the hidden items of a map. An entry is a little-endian word and an id byte; the word is twice the number of the cell, where cells are numbered row by row with {wide} a row. FF FF in place of the word ends the list, and so does the end of the data (an incomplete entry does not count).",
            f"How do I get items as x, y, id? Entries of 3 bytes: word w (low byte first), id. cell = w / 2, x = cell mod {wide}, y = cell / {wide}. Stop at 0xFFFF, or when fewer than 3 bytes are left.",
            f"while word != $FFFF and entry complete: {{(w/2) mod {wide}, (w/2) / {wide}, id}}",
            f"Items under bushes are stored as tilemap offsets (two bytes a cell, {wide} cells in a row) with the item's id behind. Turn such a list, ended by the word 0xFFFF or just by its end, into coordinates; ignore a cut-off entry.",
        ),
        (item,),
    )


def renumber(rng: random.Random) -> Made:
    keep = rng.choice(("same", "ff", "drop"))
    inside = {"same": "values.push_back(value);", "ff": "values.push_back(0xFF);", "drop": ""}[keep]
    tail = f"\n  else {inside}" if inside else ""
    body = f"std::vector<uint8_t> values;\nfor (uint8_t value : data) {{\n  if (value < table.size()) values.push_back(table[value]);{tail}\n}}\nreturn values;"

    def oracle(data: list[int], table: list[int]) -> list[int]:
        known = dict(enumerate(table))
        if keep == "drop":
            return [known[one] for one in data if one in known]
        return [known.get(one, 255 if keep == "ff" else one) for one in data]

    said = {"same": "stays as it is", "ff": "becomes 0xFF", "drop": "is left out"}[keep]
    thing = rng.choice(("tile", "item", "sprite", "room"))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, {BYTES} table)",
        body,
        oracle,
        lambda r: [[r.randrange(10) for _ in range(r.randrange(0, 12))], r.randbytes(r.randrange(0, 9))],
        (
            f"Write a function that translates a list of {thing} numbers by a table: number n becomes table[n]; a number beyond the table {said}.",
            f"How do I renumber {thing}s? new = table[old] for each element; if the table is too short for one, it {said}.",
            f"out = [table[n]] for n in data; n >= size of table: {said}",
            f"After sorting the {thing} list every number has a new one. `table` holds it by old number; a {thing} that the table does not know {said}. Return the translated list.",
        ),
    )


def shared_ids(rng: random.Random) -> Made:
    size = rng.choice((3, 4, 6))
    field = rng.randrange(size)
    mask = rng.choice((0xFF, 0x7F, 0x3F, 0x1F))
    read = f"data[at{f' + {field}' if field else ''}]" + (f" & {hexadecimal(mask)}" if mask != 255 else "")
    body = f"std::map<int, int> count;\nfor (size_t at = 0; at + {size} <= data.size(); at += {size}) ++count[{read}];\nstd::vector<uint8_t> ids;\nfor (auto [id, times] : count)\n  if (times > 1) ids.push_back(id);\nreturn ids;"

    def oracle(data: list[int]) -> list[int]:
        ids = [data[i + field] & mask for i in range(0, len(data) - size + 1, size)]
        return sorted({one for one in ids if ids.count(one) > 1})

    which = f"byte {field}" if mask == 255 else f"the lower {mask.bit_length()} bits of byte {field}"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((r.randrange(5), 0x80 | r.randrange(4), r.randrange(256)))
                for _ in range(size * r.randrange(0, 9))
            )
        ],
        (
            f"Write a function that finds ids which are used more than once. Records have {size} bytes and the id is {which}. Return these ids, ascending, each once.",
            f"How do I check a table for duplicate ids? {size}-byte records, whole ones only; id = {which}. I want a sorted list of the ids that occur at least twice.",
            f"id(r) = {'r[' + str(field) + ']' if mask == 255 else f'r[{field}] & {hexadecimal(mask)}'}; sorted {{id : count(id) >= 2}}; records of {size} bytes",
            f"My table check complains about ids that several records share. The id of a record ({size} bytes, no partial ones) is {which}; list the offenders from low to high.",
        ),
    )


def words_and_bytes(rng: random.Random) -> Made:
    big = rng.random() < 0.3
    back = rng.random() < 0.5
    if back:
        first, second = ("i", "i + 1") if not big else ("i + 1", "i")
        body = f"std::vector<uint16_t> words;\nfor (size_t i = 0; i + 1 < data.size(); i += 2) words.push_back(data[{first}] | data[{second}] << 8);\nreturn words;"
        step = rng.choice((0, 0, 1))
        if step:
            body = body.replace("return words;", "std::reverse(words.begin(), words.end());\nreturn words;")

        def read(data: list[int]) -> list[int]:
            values = [
                int.from_bytes(bytes(data[i : i + 2]), "big" if big else "little") for i in range(0, len(data) - 1, 2)
            ]
            return values[::-1] if step else values

        order = "big-endian (high byte first)" if big else "little-endian (low byte first)"
        turned = ", in reverse order (the last word first)" if step else ""
        return Made(
            f"std::vector<uint16_t> @f({BYTES} data)",
            body,
            read,
            lambda r: [r.randbytes(r.randrange(0, 13))],
            (
                f"Write a function that turns bytes into 16-bit words, {order}{turned}. A single byte left over at the end is ignored.",
                f"How do I view a byte buffer as words ({order}){turned}? Drop an odd last byte.",
                f"w[i] = {'256 * d[2i] + d[2i+1]' if big else 'd[2i] + 256 * d[2i+1]'}{', then reversed' if step else ''}; unpaired byte dropped",
                f"The word view of my hex editor needs the data as {order} words{turned}. Where the size is odd, forget the last byte.",
            ),
        )
    pair = "word >> 8" if big else "word & 0xFF", "word & 0xFF" if big else "word >> 8"
    pad = rng.choice((0, 4, 8))
    tail = f"data.resize(std::max<size_t>(data.size(), {2 * pad}));\n" if pad else ""
    body = f"std::vector<uint8_t> data;\nfor (uint16_t word : words) {{\n  data.push_back({pair[0]});\n  data.push_back({pair[1]});\n}}\n{tail}return data;"

    def write(words: list[int]) -> list[int]:
        out = b"".join(word.to_bytes(2, "big" if big else "little") for word in words)
        return list(out.ljust(2 * pad, b"\0"))

    order = "high byte first" if big else "low byte first"
    least = f" If there are fewer than {pad} words, zero bytes follow up to {2 * pad} bytes." if pad else ""
    return Made(
        f"std::vector<uint8_t> @f({WORDS} words)",
        body,
        write,
        lambda r: [[r.getrandbits(16) for _ in range(r.randrange(0, 11))]],
        (
            f"Write a function that writes 16-bit words as bytes, {order}.{least}",
            f"How do I serialise a vector of words? {order.capitalize()}.{least}",
            f"for w: {'w / 256, w mod 256' if big else 'w mod 256, w / 256'}.{least}",
            f"My tables live as words in memory and as bytes ({order}) in the ROM. Convert them for saving.{least}",
        ),
    )


RECIPES = (
    record_field,
    set_record_field,
    column,
    find_record,
    split_pointers,
    parse_entrance,
    items_at,
    renumber,
    shared_ids,
    words_and_bytes,
)
