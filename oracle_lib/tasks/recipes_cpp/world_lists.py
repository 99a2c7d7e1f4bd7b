"""Lists of things on maps: sprites, items, entrances, exits and holes, with their terminators, positions and partners."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "overworld"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _entries(data: list[int], size: int, end: int = 0xFF) -> list[list[int]]:
    """The whole entries up to the terminator in place of one's first byte, or to the end of the data."""
    out: list[list[int]] = []
    for i in range(0, len(data) - size + 1, size):
        if data[i] == end:
            break
        out.append(data[i : i + size])
    return out


def _sprites(r: random.Random, count: int, kinds: int = 4, span: int = 64) -> bytes:
    return b"".join(bytes([r.randrange(span), r.randrange(span), r.randrange(kinds)]) for _ in range(count))


def _word(data: list[int], at: int) -> int:
    return int.from_bytes(bytes(data[at : at + 2]), "little")


def sprites_within(rng: random.Random) -> Made:
    first = rng.choice(("y", "x"))
    mask = rng.choice((0x1F, 0x3F, 0xFF))
    wanted = rng.choice(("ids", "count", "indices"))
    y, x = ("data[at]", "data[at + 1]") if first == "y" else ("data[at + 1]", "data[at]")
    cut = f" & {hexadecimal(mask)}" if mask != 0xFF else ""
    head, step = {
        "ids": ("std::vector<uint8_t> result;", "result.push_back(data[at + 2]);"),
        "count": ("int result = 0;", "++result;"),
        "indices": ("std::vector<int> result;", "result.push_back(at / 3);"),
    }[wanted]
    body = f"{head}\nfor (size_t at = 0; at + 2 < data.size() && data[at] != 0xFF; at += 3) {{\n  const int y = {y}{cut}, x = {x}{cut};\n  if (x >= left && x <= right && y >= top && y <= bottom) {step}\n}}\nreturn result;"

    def oracle(data: list[int], left: int, top: int, right: int, bottom: int) -> object:
        found = []
        for i, one in enumerate(_entries(data, 3)):
            places = [part & mask for part in (one[:2] if first == "x" else one[1::-1])]
            if places[0] in range(left, right + 1) and top <= places[1] <= bottom:
                found.append((i, one[2]))
        return {"ids": [b for _, b in found], "count": len(found), "indices": [a for a, _ in found]}[wanted]

    def given(r: random.Random) -> list[object]:
        out = bytearray(_sprites(r, r.randrange(7), 9, 32))
        for i in range(0, len(out), 3):
            out[i] |= r.choice((0, 0, 0x40 if mask < 0x40 else 0))
        a, b = sorted(r.choices(range(32), k=2)), sorted(r.choices(range(32), k=2))
        return [bytes(out) + r.choice((b"\xff", b"\xff\x05\x05\x05", b"", b"\x03")), a[0], b[0], a[1], b[1]]

    goal = {
        "ids": "the ids of the sprites within the box, in order",
        "count": "how many sprites are within the box",
        "indices": "the indices of the sprites within the box",
    }[wanted]
    low = f"; only the lower {mask.bit_length()} bits of a coordinate count" if mask < 0xFF else ""
    order = f"{first}, {'x' if first == 'y' else 'y'}, id"
    returns = {"ids": "std::vector<uint8_t>", "count": "int", "indices": "std::vector<int>"}[wanted]
    return Made(
        f"{returns} @f({BYTES} data, int left, int top, int right, int bottom)",
        body,
        oracle,
        given,
        (
            f"Rubber-band selection on a sprite list ([{order}]..., FF at an entry's start ends): return {goal}; box inclusive on all sides{low}.",
            f"sprite list {order} / $FF -> {goal} (left..right, top..bottom inclusive){low}; the list also ends where the data does",
            f"Write a function that selects sprites with a box. An entry of the list has three bytes: {order}{low}. The list ends with 0xFF in place of an entry's first byte, or where no whole entry is left. Return {goal}; the coordinates left, top, right and bottom themselves belong to the box.",
            f"In my editor users drag a box over the sprites of an area. The bytes are {order} for each sprite and 0xFF at the end (the data may also stop without it){low}. I need {goal}, borders included.",
        ),
    )


def move_list_entries(rng: random.Random) -> Made:
    first = rng.choice(("y", "x"))
    limit = rng.choice((31, 63))
    out = rng.choice(("clamp", "drop", "stay"))
    a, b = ("dy", "dx") if first == "y" else ("dx", "dy")
    if out == "clamp":
        body = f"for (size_t at = 0; at + 2 < data.size() && data[at] != 0xFF; at += 3) {{\n  data[at] = std::clamp(data[at] + {a}, 0, {limit});\n  data[at + 1] = std::clamp(data[at + 1] + {b}, 0, {limit});\n}}"
    elif out == "stay":
        body = f"for (size_t at = 0; at + 2 < data.size() && data[at] != 0xFF; at += 3) {{\n  const int first = data[at] + {a}, second = data[at + 1] + {b};\n  if (first < 0 || first > {limit} || second < 0 || second > {limit}) continue;\n  data[at] = first;\n  data[at + 1] = second;\n}}"
    else:
        body = f"std::vector<uint8_t> kept;\nfor (size_t at = 0; at + 2 < data.size() && data[at] != 0xFF; at += 3) {{\n  const int first = data[at] + {a}, second = data[at + 1] + {b};\n  if (first < 0 || first > {limit} || second < 0 || second > {limit}) continue;\n  kept.insert(kept.end(), {{uint8_t(first), uint8_t(second), data[at + 2]}});\n}}\nkept.push_back(0xFF);\ndata = kept;"

    def oracle(data: list[int], dx: int, dy: int) -> None:
        step = (dy, dx) if first == "y" else (dx, dy)
        entries = _entries(data, 3)
        result = []
        for one in entries:
            moved = [one[0] + step[0], one[1] + step[1]]
            fits = all(0 <= part <= limit for part in moved)
            if out == "clamp":
                moved = [sorted((0, part, limit))[1] for part in moved]
            elif not fits:
                if out == "drop":
                    continue
                moved = one[:2]
            result += [*moved, one[2]]
        data[:] = [*result, 255] if out == "drop" else result + data[3 * len(entries) :]

    def given(r: random.Random) -> list[object]:
        data = bytes(
            x
            for _ in range(r.randrange(6))
            for x in (
                r.choice((0, 1, limit, r.randrange(limit))),
                r.choice((0, limit, r.randrange(limit))),
                r.randrange(256),
            )
        )
        return [data + b"\xff", r.choice((-2, -1, 0, 1, 4)), r.choice((-3, 0, 1, 2))]

    rule = {
        "clamp": f"a coordinate that would leave 0..{limit} stops at the border",
        "drop": f"entries that would leave 0..{limit} in a direction are removed from the list",
        "stay": f"entries that would leave 0..{limit} in a direction don't move at all",
    }[out]
    order = f"{first}, {'x' if first == 'y' else 'y'}, id"
    return Made(
        f"void @f({BUFFER} data, int dx, int dy)",
        body,
        oracle,
        given,
        (
            f"Shift every sprite of an area's list ([{order}]..., FF) by (dx, dy), in place: {rule}.",
            f"sprite list += (dx, dy); bytes {order}, $FF terminator kept; {rule}",
            f"Write a function that moves all entries of a list, after the user has shifted the map under them. Entries have three bytes, {order}, and 0xFF ends the list, which is the last byte of the buffer. dx is added to all x and dy to all y, but {rule}. The end mark stays.",
            f"I shifted an area by some tiles and its sprites must follow. The list: {order}, a byte each, with 0xFF (always there, the last byte) at the end. Add dx and dy; {rule}.",
        ),
    )


def count_lists(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 3))
    wanted = rng.choice(("lengths", "longest", "empty"))
    final = {
        "lengths": "return lengths;",
        "longest": "return std::max_element(lengths.begin(), lengths.end()) - lengths.begin();",
        "empty": "return std::count(lengths.begin(), lengths.end(), 0);",
    }[wanted]
    body = cpp(
        """
        std::vector<int> lengths;
        int length = 0;
        for (size_t at = 0; at < data.size();) {
          if (data[at] == 0xFF) {
            lengths.push_back(length);
            length = 0;
            ++at;
          } else {
            ++length;
            at += @size;
          }
        }
        @final
        """,
        size=size,
        final=final,
    )

    def oracle(data: list[int]) -> object:
        out, rest = [], list(data)
        while rest:
            one = _entries([*rest, 255, 255, 255], size)
            rest = rest[size * len(one) :]
            if rest:
                out.append(len(one))
            rest = rest[1:]
        return {"lengths": out, "longest": out.index(max(out)) if out else 0, "empty": out.count(0)}[wanted]

    def given(r: random.Random) -> list[object]:
        data = b""
        for _ in range(r.choice((0, 1, 3, 5)) if wanted != "longest" else r.randrange(1, 6)):
            for _ in range(r.choice((0, 0, 1, 2, 3))):
                data += bytes([r.randrange(0xFF), *(r.choice((0xFF, r.randrange(256))) for _ in range(size - 1))])
            data += b"\xff"
        return [data]

    goal = {
        "lengths": "how many entries each list has, in order",
        "longest": "the number (from 0) of the list with the most entries, the first of several",
        "empty": "how many of the lists have no entry",
    }[wanted]
    some = " There is at least one list." if wanted == "longest" else ""
    return Made(
        f"{'std::vector<int>' if wanted == 'lengths' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"A block of lists one behind the other, {size} bytes an entry, each ended by FF in place of an entry's first byte: return {goal}.{some}",
            f"[{size}-byte entries... $FF]* (0xFF elsewhere in an entry is data) -> {goal}.{some}",
            f"Write a function that surveys the item lists of a game. They lie one directly behind the other; a list has entries of {size} bytes and ends with a byte 0xFF where the next entry would begin (inside of an entry 0xFF may occur as a value). All lists are complete. Return {goal}.{some}",
            f"How full are my areas? The data consists of complete lists, each with entries of {size} bytes (the first of which is never 0xFF) and then one 0xFF. I'd like {goal}.{some}",
        ),
    )


def replace_ids_in_lists(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 3))
    at = rng.randrange(1, size)
    first_only = rng.random() < 0.3
    body = cpp(
        """
        int changed = 0;
        bool found = false;
        for (size_t at = 0; at < data.size();) {
          if (data[at] == 0xFF) {
            found = false;
            ++at;
            continue;
          }
          if (at + @size > data.size()) break;
          if (data[at + @id] == from@test) {
            data[at + @id] = to;
            found = true;
            ++changed;
          }
          at += @size;
        }
        return changed;
        """,
        size=size,
        id=at,
        test=" && !found" if first_only else "",
    )
    if not first_only:
        body = "\n".join(line for line in body.split("\n") if "found" not in line)

    def oracle(data: list[int], old: int, new: int) -> int:
        pos, count, fresh = 0, 0, True
        while pos < len(data):
            part = data[pos : pos + size]
            if part[0] == 255:
                pos, fresh = pos + 1, True
                continue
            if len(part) == size and part[at] == old and (fresh or not first_only):
                data[pos + at], fresh = new, False
                count += 1
            pos += size
        return count

    def given(r: random.Random) -> list[object]:
        data = b""
        for _ in range(r.randrange(4)):
            for _ in range(r.randrange(4)):
                entry = bytearray(r.randrange(0xFF) for _ in range(size))
                entry[at] = r.choice((7, 7, 9, 0xFF))
                data += entry
            data += b"\xff"
        return [data + r.choice((b"", b"", b"\x07")), r.choice((7, 7, 9, 0xFF)), r.choice((1, 0xFF, 7))]

    layout = {2: ["position", "id"], 3: ["y", "x", "id"] if at == 2 else ["position", "id", "flags"]}[size]
    which = "the first one in every list" if first_only else "all of them, in all lists"
    return Made(
        f"int @f({BUFFER} data, uint8_t from, uint8_t to)",
        body,
        oracle,
        given,
        (
            f"Replace id `from` by `to` in a block of lists ([{', '.join(layout)}]... FF, next list...), {which}; return how many were replaced.",
            f"lists of {size}-byte entries ({', '.join(layout)}), each closed by $FF at an entry's start: from -> to, {which}, in place -> count; an incomplete last entry stays",
            f"Write a function that exchanges one kind of sprite for another in `data`: lists one behind the other, entries of {size} bytes ({', '.join(layout)}), and 0xFF in place of an entry's first byte at the end of each. Where the id is `from` it becomes `to`: {which}. Positions and other bytes that happen to have that value stay, and so does an entry that the data cuts off. Return the number of replacements.",
            f"I want to turn all soldiers of a ROM into chickens, so to say. The entries are {', '.join(layout)} (a byte each); every list ends with 0xFF where an entry would start, then the next one follows. Change id `from` to `to` in place, {which}, and tell me how often. If the data ends within an entry, leave that one.",
        ),
    )


def find_item_at(rng: random.Random) -> Made:
    wide = rng.choice((64, 32))
    reach = rng.choice((0, 1))
    wanted = rng.choice(("item", "index"))
    test = (
        f"position / 2 % {wide} == x && position / 2 / {wide} == y"
        if reach == 0
        else f"std::abs(position / 2 % {wide} - x) <= 1 && std::abs(position / 2 / {wide} - y) <= 1"
    )
    body = cpp(
        """
        for (size_t at = 0; at + 2 < data.size(); at += 3) {
          const int position = data[at] | data[at + 1] << 8;
          if (position == 0xFFFF) break;
          if (@test) return @result;
        }
        return -1;
        """,
        test=test,
        result="data[at + 2]" if wanted == "item" else "at / 3",
    )

    def oracle(data: list[int], x: int, y: int) -> int:
        for n in range(len(data) // 3):
            word = _word(data, 3 * n)
            if word == 0xFFFF:
                return -1
            row, column = divmod(word // 2, wide)
            if max(abs(row - y), abs(column - x)) <= reach:
                return data[3 * n + 2] if wanted == "item" else n
        return -1

    def given(r: random.Random) -> list[object]:
        x, y = r.randrange(wide), r.randrange(wide)
        data = b""
        for _ in range(r.randrange(5)):
            u, v = (min(wide - 1, max(0, one + r.choice((-2, -1, 0, 0, 1)))) for one in (x, y))
            data += (2 * (v * wide + u)).to_bytes(2, "little") + bytes([r.randrange(256)])
        return [data + r.choice((b"\xff\xff", b"\xff\xff\x01", b"", b"\x01")), x, y]

    where = "at tile (x, y)" if reach == 0 else "at tile (x, y) or one of the eight tiles around it"
    what = "its item byte" if wanted == "item" else "its index"
    return Made(
        f"int @f({BYTES} data, int x, int y)",
        body,
        oracle,
        given,
        (
            f"Secret items of an area ([position word][item], FFFF ends; position = 2 * (y * {wide} + x)): first one {where} -> {what}, else -1.",
            f"item list lookup {where}, map {wide} tiles wide, position is a byte offset into words; {what}; none: -1. FFFF or the data's end closes the list",
            f"Write a function that finds what is hidden under a bush. An entry has three bytes: the position, a little-endian word, and the item. The position is the byte offset of the tile in a map with {wide} words a row. The list ends with the word 0xFFFF in place of a position, or where no whole entry is left. Return {what} for the first entry {where}, or -1. There is no wrapping from one row to the next.",
            f"The user clicks on tile (x, y) of the overworld and I show the hidden item. From the entries (offset of the tile's word in the {wide}-word-wide map, low byte first, then the item; FF FF at the end, or simply no more data) take the first {where} and return {what}; -1 if there is none. Tiles of other rows are not neighbours just because their numbers are close.",
        ),
    )


def encode_item_list(rng: random.Random) -> Made:
    wide = rng.choice((64, 32))
    pixel = rng.choice((16, 1))
    skip = rng.choice(("skip", "none"))
    unit = "pixels (16 a tile)" if pixel == 16 else "tiles"
    check = f"  if (x >= {wide} || y >= {wide}) {'continue' if skip == 'skip' else 'return {}'};\n"
    body = f"std::vector<uint8_t> data;\nfor (size_t i = 0; i + 2 < items.size(); i += 3) {{\n  const int x = items[i]{' / 16' if pixel > 1 else ''}, y = items[i + 1]{' / 16' if pixel > 1 else ''}, position = (y * {wide} + x) * 2;\n{check}  data.insert(data.end(), {{uint8_t(position), uint8_t(position >> 8), uint8_t(items[i + 2])}});\n}}\ndata.insert(data.end(), {{0xFF, 0xFF}});\nreturn data;"

    def oracle(items: list[int]) -> list[int]:
        out = b""
        for x, y, item in zip(items[::3], items[1::3], items[2::3], strict=False):
            if max(x, y) // pixel >= wide:
                if skip == "none":
                    return []
                continue
            out += (2 * wide * (y // pixel) + 2 * (x // pixel)).to_bytes(2, "little") + bytes([item % 256])
        return list(out + b"\xff\xff")

    def given(r: random.Random) -> list[object]:
        out = []
        for _ in range(r.randrange(5)):
            out += [
                r.choice((0, wide * pixel - 1, r.randrange(wide * pixel), wide * pixel if r.random() < 0.4 else 3)),
                r.randrange(wide * pixel),
                r.randrange(256),
            ]
        return [out]

    rule = (
        "leave out items beyond the map" if skip == "skip" else "if an item lies beyond the map, return an empty vector"
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} items)",
        body,
        oracle,
        given,
        (
            f"Write an overworld item list: x, y, item triples (x and y in {unit}) -> [2 * (tile row * {wide} + tile column) as word][item]..., FFFF. Map {wide}x{wide} tiles; {rule}.",
            f"(x, y, item)* in {unit} -> item list bytes with $FFFF end, positions = byte offsets into a {wide}x{wide} word map; {rule}",
            f"Write a function that saves the hidden items of an area. `items` has three numbers for each: x and y in {unit} and the item (below 256). An entry of the result has three bytes: the position, low byte first, and the item. The position is the byte offset of the item's tile in a map of {wide} rows of {wide} words. Two bytes 0xFF close the list. {rule[0].upper() + rule[1:]}.",
            f"My editor holds items as x, y ({unit}) and item number, one behind the other. For the game I need bytes: where the tile's word is in the map of {wide} by {wide} words (a 16-bit byte offset, little-endian), then the item; FF FF at the end. {rule[0].upper() + rule[1:]}. Whole triples only.",
        ),
    )


def entrance_at(rng: random.Random) -> Made:
    wanted = rng.choice(("entrance", "index"))
    none = rng.choice((0xFFFF, None))
    last = rng.random() < 0.3
    result = "entrances[i]" if wanted == "entrance" else "i"
    test = "areas[i] == area && positions[i] == position"
    if none:
        test += " && position != 0xFFFF"
    loop = "for (size_t i = areas.size(); i-- > 0;)" if last else "for (size_t i = 0; i < areas.size(); ++i)"
    body = f"{loop}\n  if ({test}) return {result};\nreturn -1;"

    def oracle(areas: list[int], positions: list[int], *rest: object) -> int:
        entrances = rest[0] if wanted == "entrance" else range(len(areas))
        area, position = int(str(rest[-2])), int(str(rest[-1]))
        if none and position == 0xFFFF:
            return -1
        table: dict[tuple[int, int], int] = {}
        for a, p, e in zip(areas, positions, entrances, strict=True):  # type: ignore[call-overload]
            if last or (a, p) not in table:
                table[a, p] = e
        return table.get((area, position), -1)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 8)
        areas = [r.choice((0x1B, 0x1B, 0x5B)) for _ in range(count)]
        positions = [r.choice((0x100, 0x102, 0x1F3E, 0xFFFF)) for _ in range(count)]
        i = r.randrange(count)
        more = [bytes(r.randrange(0x85) for _ in range(count))] if wanted == "entrance" else []
        return [areas, positions, *more, areas[i], r.choice((positions[i], positions[i], 0x100, 0xFFFF))]

    what = "its entrance id" if wanted == "entrance" else "its index"
    which = "the last one, if several fit" if last else "the first one, if several fit"
    unused = " Position 0xFFFF marks an unused entry and is never found." if none else ""
    more = f", {BYTES} entrances" if wanted == "entrance" else ""
    tables = "areas, positions and entrance ids" if wanted == "entrance" else "areas and positions"
    return Made(
        f"int @f({WORDS} areas, {WORDS} positions{more}, uint16_t area, uint16_t position)",
        body,
        oracle,
        given,
        (
            f"Which overworld door is at (area, position)? Parallel tables; return {what} ({which}), else -1.{unused}",
            f"lookup in parallel {tables}: area and position equal -> {what}, {which}; -1 if none.{unused}",
            f"Write a function that resolves a door of the overworld like the game does. The tables of {tables} are equally long, entry i of all of them belongs together. Return {what} for the entry with this area and this position: {which}. Without such an entry return -1.{unused}",
            f"When the player walks through tile `position` of `area`, where do they go? I have separate tables ({tables}) with as many entries each. Find the matching entry, {which}, and give me {what}; -1 for none.{unused}",
        ),
    )


def same_place_entries(rng: random.Random) -> Made:
    wanted = rng.choice(("later", "pairs", "any"))
    size = rng.choice((3, 4))
    names = {3: "y, x, id", 4: "area, y, x, id"}[size]
    key = size - 1
    same = " && ".join(f"data[j{f' + {k}' if k else ''}] == data[i{f' + {k}' if k else ''}]" for k in range(key))
    head, step, final = {
        "later": (
            "std::vector<int> result;",
            "{\n      result.push_back(i / @s);\n      break;\n    }",
            "return result;",
        ),
        "pairs": ("int result = 0;", "++result;", "return result;"),
        "any": ("", "return true;", "return false;"),
    }[wanted]
    step = step.replace("@s", str(size))
    body = f"{head}\nfor (size_t i = 0; i + {size} <= data.size(); i += {size})\n  for (size_t j = 0; j < i; j += {size})\n    if ({same}) {step}\n{final}".strip(
        "\n"
    )

    def oracle(data: list[int]) -> object:
        keys = [tuple(data[i : i + key]) for i in range(0, len(data) - size + 1, size)]
        later = [i for i, one in enumerate(keys) if one in keys[:i]]
        pairs = sum(keys.count(one) * (keys.count(one) - 1) // 2 for one in set(keys))
        return {"later": later, "pairs": pairs, "any": bool(later)}[wanted]

    def given(r: random.Random) -> list[object]:
        span = 2 if wanted != "any" else 4
        return [bytes(r.randrange(span) for _ in range(size * r.randrange(6))) + r.choice((b"", b"\x00"))]

    goal = {
        "later": "the indices of all entries that are at the place of an earlier one, ascending",
        "pairs": "how many pairs of entries are at the same place (three at one place make three pairs)",
        "any": "whether any two entries are at the same place",
    }[wanted]
    returns = {"later": "std::vector<int>", "pairs": "int", "any": "bool"}[wanted]
    place = "y and x" if size == 3 else "area, y and x"
    return Made(
        f"{returns} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Stacked sprites: records of {names} (a byte each). Return {goal}.",
            f"[{names}]* -> {goal} (same {place}, whatever the id; no terminator, a partial record is ignored)",
            f"Write a function that warns of things placed on top of each other. `data` has {size} bytes an entry: {names}. Two are at the same place if they agree in {place}. Return {goal}. An incomplete entry at the end does not count, and there is no end mark.",
            f"Two sprites in one spot are usually a mistake. From my list ({names} for each, no terminator) I need {goal}; the place is {place}. Ignore leftover bytes.",
        ),
    )


def exits_without_entrance(rng: random.Random) -> Made:
    wanted = rng.choice(("indices", "rooms", "count"))
    way = rng.choice(("exits", "entrances"))
    a, b = ("exitRooms", "entranceRooms") if way == "exits" else ("entranceRooms", "exitRooms")
    missing = f"std::find({b}.begin(), {b}.end(), {a}[i]) == {b}.end()"
    head, step, final = {
        "indices": ("std::vector<int> result;", "result.push_back(i);", "return result;"),
        "rooms": (
            "std::set<int> result;",
            f"result.insert({a}[i]);",
            "return std::vector<int>(result.begin(), result.end());",
        ),
        "count": ("int result = 0;", "++result;", "return result;"),
    }[wanted]
    skip = rng.random() < 0.5
    cond = f"{a}[i] != 0xFFFF && {missing}" if skip else missing
    body = f"{head}\nfor (size_t i = 0; i < {a}.size(); ++i)\n  if ({cond}) {step}\n{final}"

    def oracle(exits: list[int], entrances: list[int]) -> object:
        mine, other = (exits, entrances) if way == "exits" else (entrances, exits)
        lone = set(mine) - set(other) - ({0xFFFF} if skip else set())
        hits = [i for i, one in enumerate(mine) if one in lone]
        return {"indices": hits, "rooms": sorted(lone), "count": len(hits)}[wanted]

    def given(r: random.Random) -> list[object]:
        return [[r.choice((*range(5), 0xFFFF)) for _ in range(r.randrange(7))] for _ in range(2)]

    mine, other = ("exit", "entrance") if way == "exits" else ("entrance", "exit")
    goal = {
        "indices": f"the indices of the {mine}s whose room has no {other}, ascending",
        "rooms": f"the rooms that have an {mine} but no {other}, ascending and each once",
        "count": f"how many {mine}s belong to a room without any {other}",
    }[wanted]
    free = f" 0xFFFF marks an unused {mine} and doesn't count." if skip else ""
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<int>'} @f({WORDS} exitRooms, {WORDS} entranceRooms)",
        body,
        oracle,
        given,
        (
            f"Doors check: {goal}.{free}",
            f"exitRooms[] vs entranceRooms[] -> {goal}.{free}",
            f"Write a function that compares the exits of the underworld with the entrances into it. Both tables hold a room number for each. It returns {goal}.{free}",
            f"Can players get stuck behind a door of my hack? I want {goal}. The one table has the room of every exit, the other the room of every entrance; both may name a room more than once.{free}",
        ),
    )


def hole_position(rng: random.Random) -> Made:
    bias = rng.choice((0x400, 0x400, 0x200))
    encode = rng.random() < 0.5
    wide = 64
    if encode:
        body = f"if (x < 0 || x > 63 || y < 0 || y > 63) return -1;\nreturn (y * 128 + x * 2 - {hexadecimal(bias)}) & 0xFFFF;"
    else:
        body = f"const int offset = (stored + {hexadecimal(bias)}) & 0xFFFF;\nif (offset >= 0x2000) return {{-1, -1}};\nreturn {{offset % 128 / 2, offset / 128}};"

    def oracle(*given: int) -> object:
        if encode:
            x, y = given
            if x not in range(wide) or y not in range(wide):
                return -1
            return (2 * (wide * y + x) - bias) % 65536
        word = (given[0] + bias) % 65536 // 2
        return [word % wide, word // wide] if word < wide * wide else [-1, -1]

    def given(r: random.Random) -> list[int]:
        if encode:
            return [
                r.choice((0, 63, 64, -1, r.randrange(64), r.randrange(64))),
                r.choice((0, 3, 8, 63, 64, r.randrange(64))),
            ]
        return [
            r.choice(
                (
                    0,
                    0xFFFF,
                    0xFC00,
                    0x1BFE,
                    0x1C00,
                    r.randrange(0x1C00),
                    r.randrange(0x1C00),
                    65536 - bias,
                    65535 - bias,
                )
            )
        ]

    goal = (
        "the value stored for a hole at tile (x, y), or -1 if that is not in the map"
        if encode
        else "the tile {x, y} of a hole from its stored value, {-1, -1} if that is outside the map"
    )
    return Made(
        "int @f(int x, int y)" if encode else "std::array<int, 2> @f(uint16_t stored)",
        body,
        oracle,
        given,
        (
            f"Overworld holes: stored = byte offset in the 64x64 map of words minus 0x{bias:X} (16 bits, wraps). Give me {goal}.",
            f"hole position, (y * 128 + x * 2 - ${bias:X}) & $FFFF in the table: {goal}",
            f"Write a function that returns {goal}. The game saves for a hole the byte offset of its tile in a map of 64 rows of 64 words, less 0x{bias:X}, modulo 0x10000.",
            f"Unlike entrances, holes in my game's table have their position reduced by 0x{bias:X} (in 16 bits, so small ones wrap around). A position is the tile's byte offset, in an area map of 64x64 words, row by row. I need {goal}.",
        ),
    )


def nearest_entrance(rng: random.Random) -> Made:
    metric = rng.choice(("sum", "max", "square"))
    wanted = rng.choice(("index", "within"))
    join = {
        "sum": "std::abs(dx) + std::abs(dy)",
        "max": "std::max(std::abs(dx), std::abs(dy))",
        "square": "dx * dx + dy * dy",
    }[metric]
    if wanted == "index":
        body = f"int best = -1, least = 0;\nfor (size_t i = 0; i + 1 < points.size(); i += 2) {{\n  const int dx = points[i] - x, dy = points[i + 1] - y, far = {join};\n  if (best < 0 || far < least) {{\n    best = i / 2;\n    least = far;\n  }}\n}}\nreturn best;"
    else:
        limit = "limit * limit" if metric == "square" else "limit"
        body = f"int count = 0;\nfor (size_t i = 0; i + 1 < points.size(); i += 2) {{\n  const int dx = points[i] - x, dy = points[i + 1] - y;\n  if ({join} <= {limit}) ++count;\n}}\nreturn count;"

    def oracle(points: list[int], x: int, y: int, limit: int = 0) -> int:
        def far(a: int, b: int) -> float:
            parts = abs(a - x), abs(b - y)
            return {"sum": sum(parts), "max": max(parts), "square": parts[0] ** 2 + parts[1] ** 2}[metric]

        all_far = [far(a, b) for a, b in zip(points[::2], points[1::2], strict=False)]
        if wanted == "within":
            top = limit**2 if metric == "square" else limit
            return sum(one <= top for one in all_far)
        return all_far.index(min(all_far)) if all_far else -1

    def given(r: random.Random) -> list[object]:
        points = [r.randrange(12) for _ in range(r.choice((0, 2, 6, 10, 11)))]
        rest = [r.randrange(12), r.randrange(12)]
        return [points, *rest, r.randrange(9)] if wanted == "within" else [points, *rest]

    how = {
        "sum": "the horizontal plus the vertical distance",
        "max": "the larger of horizontal and vertical distance",
        "square": "the straight (Euclidean) distance",
    }[metric]
    goal = (
        f"the index of the entrance that is nearest to (x, y) by {how}, the first of several, -1 if there is none"
        if wanted == "index"
        else f"how many entrances are at most `limit` away from (x, y), by {how}"
    )
    return Made(
        f"int @f({WORDS} points, int x, int y{', int limit' if wanted == 'within' else ''})",
        body,
        oracle,
        given,
        (
            f"points = x, y of each entrance. Return {goal}.",
            f"[x, y]* -> {goal}",
            f"Write a function that helps to place a mouse click. `points` has two numbers for every entrance on the map, x and then y, in pixels; a single number left at the end is ignored. Return {goal}. Coordinates are below 4096.",
            f"I need {goal}. The entrances come as a flat list of x, y pairs (a lone last value doesn't count), all numbers are from 0 to 4095.",
        ),
    )


def sort_list_by_place(rng: random.Random) -> Made:
    order = rng.choice(("yx", "xy"))
    stored = rng.choice(("y, x, id", "x, y, id"))
    dedupe = rng.random() < 0.4
    y = 0 if stored.startswith("y") else 1
    a, b = (y, 1 - y) if order == "yx" else (1 - y, y)
    body = cpp(
        """
        std::vector<std::array<uint8_t, 3>> entries;
        for (size_t at = 0; at + 2 < data.size() && data[at] != 0xFF; at += 3)
          entries.push_back({data[at], data[at + 1], data[at + 2]});
        std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
          return a[@a] != b[@a] ? a[@a] < b[@a] : a[@b] < b[@b];
        });
        @unique
        std::vector<uint8_t> result;
        for (const auto& one : entries) result.insert(result.end(), one.begin(), one.end());
        result.push_back(0xFF);
        return result;
        """,
        a=a,
        b=b,
        unique=cpp(
            "entries.erase(std::unique(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a[0] == b[0] && a[1] == b[1]; }), entries.end());"
        )
        if dedupe
        else "",
    ).replace("\n\n", "\n")

    def oracle(data: list[int]) -> list[int]:
        groups: dict[tuple[int, int], list[list[int]]] = {}
        for one in _entries(data, 3):
            groups.setdefault((one[a], one[b]), []).append(one)
        out = []
        for key in sorted(groups):
            for one in groups[key][: 1 if dedupe else None]:
                out += one
        return [*out, 255]

    def given(r: random.Random) -> list[object]:
        return [_sprites(r, r.randrange(7), 9, 3) + r.choice((b"\xff", b"\xff\x01\x01\x01", b"", b"\x02"))]

    by = "by y, then by x" if order == "yx" else "by x, then by y"
    ties = "of several at one place only the first stays" if dedupe else "those at one place keep their order"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Sort a sprite list ([{stored}]..., FF) {by}; {ties}. Return it with its FF.",
            f"sprite list {stored} / $FF at an entry's start (or the data's end) -> same list ordered {by}; {ties}; always closed by $FF",
            f"Write a function that puts the sprites of an area in order. The bytes are {stored} for each sprite; 0xFF where an entry would begin ends the list, and so does the lack of a whole entry. Return the list sorted {by}, ascending; {ties}. The result always ends with one 0xFF.",
            f"The game wants sprites sorted {by} (small values first). Mine come in any order as {stored}, a byte each, with 0xFF after the last (if it is missing, the list ends with its last whole entry). {ties[0].upper() + ties[1:]}. Close the result with 0xFF.",
        ),
    )


def lists_by_area(rng: random.Random) -> Made:
    areas = rng.choice((4, 8))
    offsets = rng.random() < 0.5
    body = cpp(
        """
        std::vector<@kind> @first;
        @offsets
        for (int area = 0; area < @areas; ++area) {
          @push
          for (size_t i = 0; i + 3 < items.size(); i += 4)
            if (items[i] == area) @add
          @close
        }
        return @result;
        """,
        kind="uint16_t" if offsets else "uint8_t",
        first="offsets" if offsets else "data",
        offsets="size_t size = 0;" if offsets else "",
        areas=areas,
        push="offsets.push_back(size);" if offsets else "",
        add="size += 3;" if offsets else "data.insert(data.end(), items.begin() + i + 1, items.begin() + i + 4);",
        close="++size;" if offsets else "data.push_back(0xFF);",
        result="offsets" if offsets else "data",
    )
    body = "\n".join(line for line in body.split("\n") if line.strip())

    def oracle(items: list[int]) -> list[int]:
        records = [items[i : i + 4] for i in range(0, len(items) - 3, 4)]
        out: list[int] = []
        starts = []
        for area in range(areas):
            starts.append(len(out))
            out += [x for one in records if one[0] == area for x in one[1:]] + [255]
        return starts if offsets else out

    def given(r: random.Random) -> list[object]:
        data = b"".join(bytes([r.randrange(areas + 1)]) + _sprites(r, 1, 9) for _ in range(r.choice((0, 2, 5, 8))))
        return [data + r.choice((b"", b"\x01\x02"))]

    goal = "the offset at which each area's list begins in that data" if offsets else "that data"
    return Made(
        f"std::vector<{'uint16_t' if offsets else 'uint8_t'}> @f({BYTES} items)",
        body,
        oracle,
        given,
        (
            f"Records [area, y, x, id] in any order -> lists [y, x, id]... FF for areas 0 to {areas - 1}, one behind the other (empty ones are just FF). Return {goal}.",
            f"group by area (0..{areas - 1}, others dropped, order kept), 3 bytes an entry + $FF per list; I want {goal}",
            f"Write a function for saving the sprites of {areas} areas. `items` has four bytes a sprite: area, y, x, id (what is left after the last whole one is ignored). The data for the game holds for each area from 0 to {areas - 1} its sprites in the order of `items`, three bytes y, x, id each, and then 0xFF. Sprites of other areas are dropped. Return {goal}.",
            f"My editor has all sprites in one big list of area, y, x, id (a byte each). The game needs a list per area, in order from area 0 to {areas - 1}: y, x, id of its sprites (order as in the big list), then FF, even if there are none; higher area numbers don't exist there. Please return {goal}. Ignore an incomplete last record.",
        ),
    )


RECIPES = (
    sprites_within,
    move_list_entries,
    count_lists,
    replace_ids_in_lists,
    find_item_at,
    encode_item_list,
    entrance_at,
    same_place_entries,
    exits_without_entrance,
    hole_position,
    nearest_entrance,
    sort_list_by_place,
    lists_by_area,
)
