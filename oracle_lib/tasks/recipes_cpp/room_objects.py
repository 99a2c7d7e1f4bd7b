"""Objects of dungeon rooms in three bytes: sizes and positions in their bits, layers, edits, checks, sums of bytes."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "dungeons"
_FORMAT = "byte 0 is xxxxxxss, byte 1 yyyyyySS, byte 2 the id; the size is ss * 4 + SS"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _object(r: random.Random, ids: int = 6, span: int = 63) -> list[int]:
    while True:
        x, y, size = r.choice((0, span, r.randrange(span + 1))), r.randrange(span + 1), r.randrange(16)
        if (x, y) != (63, 63):
            return [x << 2 | size >> 2, y << 2 | size & 3, r.randrange(ids)]


def _objects(r: random.Random, count: int, ids: int = 6, span: int = 63) -> list[int]:
    return [one for _ in range(count) for one in _object(r, ids, span)]


def _threes(data: list[int]) -> list[list[int]]:
    """The objects up to FF FF or to the end of the data."""
    out: list[list[int]] = []
    for i in range(0, len(data) - 2, 3):
        if data[i : i + 2] == [255, 255]:
            break
        out.append(data[i : i + 3])
    return out


def _tail(r: random.Random) -> bytes:
    return r.choice((b"\xff\xff", b"\xff\xff", b"\xff\xff\x04\x04\x01", b"", b"\x04\x08"))


def _take(one: list[int]) -> tuple[int, int, int, int]:
    return one[0] // 4, one[1] // 4, one[0] % 4 * 4 + one[1] % 4, one[2]


def move_room_objects(rng: random.Random) -> Made:
    rule = rng.choice(("clamp", "stop", "wrap"))
    move = {
        "clamp": ("std::clamp(x + dx, 0, 63)", "std::clamp(y + dy, 0, 63)"),
        "wrap": ("(x + dx) & 63", "(y + dy) & 63"),
        "stop": ("x + dx", "y + dy"),
    }[rule]
    guard = "  if (x + dx < 0 || x + dx > 63 || y + dy < 0 || y + dy > 63) continue;\n" if rule == "stop" else ""
    body = f"for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3) {{\n  const int x = data[at] >> 2, y = data[at + 1] >> 2;\n{guard}  data[at] = ({move[0]}) << 2 | (data[at] & 3);\n  data[at + 1] = ({move[1]}) << 2 | (data[at + 1] & 3);\n}}"

    def oracle(data: list[int], dx: int, dy: int) -> None:
        for n, one in enumerate(_threes(data)):
            x, y, _, _ = _take(one)
            u, v = x + dx, y + dy
            if rule == "clamp":
                u, v = sorted((0, u, 63))[1], sorted((0, v, 63))[1]
            elif rule == "wrap":
                u, v = u % 64, v % 64
            elif not (0 <= u < 64 and 0 <= v < 64):
                continue
            data[3 * n] += 4 * (u - x)
            data[3 * n + 1] += 4 * (v - y)

    def given(r: random.Random) -> list[object]:
        return [
            bytes(_objects(r, r.randrange(5), 9, 50)) + _tail(r),
            r.choice((0, 1, -1, 5, -7)),
            r.choice((0, 2, -2, 11)),
        ]

    said = {
        "clamp": "coordinates stop at 0 and 63",
        "wrap": "coordinates wrap modulo 64",
        "stop": "an object that would get a coordinate below 0 or above 63 does not move",
    }[rule]
    return Made(
        f"void @f({BUFFER} data, int dx, int dy)",
        body,
        oracle,
        given,
        (
            f"Move all objects of a room by (dx, dy) tiles, sizes and ids kept; {said}. 3-byte objects xxxxxxss yyyyyyss id, FF FF ends.",
            f"object list (xxxxxxss yyyyyyss iiiiiiii) += (dx, dy) in place up to $FF $FF or the last whole object; {said}",
            f"Write a function that shifts the contents of a dungeon room, in place. An object has three bytes: {_FORMAT}. Two bytes 0xFF in place of an object's first two end the list, and it ends too when no whole object is left. Add dx to every x and dy to every y; {said}. Everything else stays.",
            f'"Select all, then arrow keys" for my room editor: the list has xxxxxxss, yyyyyyss, id for each object and ends with FF FF (or with its last whole object). x changes by dx and y by dy; {said}. Don\'t touch the two lower bits of a byte.',
        ),
    )


def objects_covering_tile(rng: random.Random) -> Made:
    way = rng.choice(("right", "down"))
    add = rng.choice((1, 2))
    last = rng.random() < 0.6
    length = f"size + {add}"
    test = (
        f"y == tileY && tileX >= x && tileX < x + {length}"
        if way == "right"
        else f"x == tileX && tileY >= y && tileY < y + {length}"
    )
    body = cpp(
        """
        int found = -1;
        for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3) {
          const int x = data[at] >> 2, y = data[at + 1] >> 2, size = (data[at] & 3) << 2 | (data[at + 1] & 3);
          if (@test) @step
        }
        return found;
        """,
        test=test,
        step="found = at / 3;" if last else "return at / 3;",
    )

    def oracle(data: list[int], tx: int, ty: int) -> int:
        hits = []
        for i, one in enumerate(_threes(data)):
            x, y, size, _ = _take(one)
            cells = {(x + k, y) if way == "right" else (x, y + k) for k in range(size + add)}
            if (tx, ty) in cells:
                hits.append(i)
        return hits[-1 if last else 0] if hits else -1

    def given(r: random.Random) -> list[object]:
        data = []
        for _ in range(r.randrange(6)):
            size = r.randrange(16)
            data += [r.randrange(4) << 2 | size >> 2, r.randrange(4) << 2 | size & 3, r.randrange(9)]
        return [
            bytes(data) + _tail(r),
            r.randrange(8 if way == "right" else 4),
            r.randrange(4 if way == "right" else 9),
        ]

    which = "the last in the list" if last else "the first in the list"
    shape = f"{'to the right' if way == 'right' else 'downwards'} over size + {add} tiles, one tile {'high' if way == 'right' else 'wide'}"
    return Made(
        f"int @f({BYTES} data, int tileX, int tileY)",
        body,
        oracle,
        given,
        (
            f"Which object is under tile (tileX, tileY)? Each extends {shape}. Index of {which}, else -1. Objects: xxxxxxss yyyyyyss id, list ends with FF FF or where no whole object is left.",
            f"hit test on 3-byte room objects (x:6 size:2 / y:6 size:2 / id, $FF $FF ends), extent {shape}: {which} -> index, none -> -1",
            f"Write a function that finds the object at a tile of a room. {_FORMAT[0].upper() + _FORMAT[1:]}. All objects here extend from (x, y) {shape}. The list ends with 0xFF 0xFF in place of an object or at the last whole object. If several cover the tile, take {which}; return its index, -1 if there is none.",
            f"I click on a tile and want to know the object that's there, {which} if they overlap. Objects of this room begin at x, y (six bits each) and reach {shape}; the size's upper two bits are the lower two of the first byte, its lower two those of the second. The end is FF FF or the end of the data. I need the index from 0, or -1.",
        ),
    )


def resize_object(rng: random.Random) -> Made:
    how = rng.choice(("set", "add", "splitxy"))
    check = rng.random() < 0.5
    if how == "set":
        calc, args = "const int size = value & 15;", "int value"
    elif how == "add":
        calc, args = (
            "const int size = std::clamp(((data[at] & 3) << 2 | (data[at + 1] & 3)) + value, 0, 15);",
            "int value",
        )
    else:
        calc, args = "const int size = (width & 3) << 2 | (height & 3);", "int width, int height"
    body = f"const size_t at = index * 3;\nif (at + 3 > data.size()) return false;\n{calc}\ndata[at] = (data[at] & 0xFC) | size >> 2;\ndata[at + 1] = (data[at + 1] & 0xFC) | (size & 3);\nreturn true;"
    if check:
        body = body.replace("return false;\n", "return false;\nif (data[at + 2] >= 0xF8) return false;\n")

    def oracle(data: list[int], index: int, *values: int) -> bool:
        one = data[3 * index : 3 * index + 3]
        if len(one) < 3 or (check and one[2] > 0xF7):
            return False
        x, y, size, _ = _take(one)
        if how == "set":
            size = values[0] % 16
        elif how == "add":
            size = sorted((0, size + values[0], 15))[1]
        else:
            size = values[0] % 4 * 4 + values[1] % 4
        data[3 * index : 3 * index + 2] = [4 * x + size // 4, 4 * y + size % 4]
        return True

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 4)
        data = _objects(r, count, 9)
        if r.random() < 0.3:
            data[2] = r.choice((0xF7, 0xF8, 0xFF))
        values = {
            "set": [r.choice((0, 15, 16, r.randrange(16)))],
            "add": [r.choice((-20, -1, 1, 3, 15))],
            "splitxy": [r.randrange(5), r.randrange(5)],
        }[how]
        return [bytes(data) + r.choice((b"", b"\x01")), r.choice((0, 0, r.randrange(count + 1))), *values]

    goal = {
        "set": "set its size to the lower four bits of `value`",
        "add": "add `value` to its size (0 to 15, stops at both ends)",
        "splitxy": "set its width and height, the two halves of the size, to the lower two bits of `width` and `height` (width is the upper half)",
    }[how]
    kind = " or has an id from 0xF8 on, which has no size" if check else ""
    return Made(
        f"bool @f({BUFFER} data, size_t index, {args})",
        body,
        oracle,
        given,
        (
            f"Resize object `index` of a room (3 bytes: xxxxxxSS yyyyyyss id, size SSss): {goal}. False and no change if it isn't wholly there{kind}; else true.",
            f"data[3 * index]: {goal}; x, y, id stay -> true; not there{kind}: false",
            f"Write a function for the mouse wheel in my room editor. The objects have three bytes each, no header: {_FORMAT}. For object number `index` it should {goal} and leave position and id. If the data doesn't hold the whole object{kind}, it returns false and changes nothing, else true.",
            f"The sizes of dungeon objects are spread over two bytes (upper two bits in bits 0-1 of the first byte, lower two in bits 0-1 of the second). For the object with number `index`, {goal}. Return whether it was done: not if the object is beyond the data{kind}.",
        ),
    )


def list_bytes_per_layer(rng: random.Random) -> Made:
    wanted = rng.choice(("counts", "total", "starts"))
    step = {"counts": "result[layer] = count;", "starts": "result[layer] = start;", "total": ""}[wanted]
    header = 2
    body = cpp(
        """
        @head
        size_t at = 2;
        for (int layer = 0; layer < 3; ++layer) {
          @start
          while (!(data[at] == 0xFF && data[at + 1] == 0xFF)) {
            at += 3;
            @count
          }
          at += 2;
          @step
        }
        @final
        """,
        head="std::array<int, 3> result{};" if wanted != "total" else "",
        start={"counts": "int count = 0;", "starts": "result[layer] = at;", "total": ""}[wanted],
        count="++count;" if wanted == "counts" else "",
        step="result[layer] = count;" if wanted == "counts" else "",
        final="return at;" if wanted == "total" else "return result;",
    )
    body = "\n".join(line for line in body.split("\n") if line.strip()).replace("{\n    at += 3;\n  }", "at += 3;")
    del step

    def oracle(data: list[int]) -> object:
        place, starts, counts = header, [], []
        for _ in range(3):
            objects = _threes([*data[place:], 255, 255])
            starts.append(place)
            counts.append(len(objects))
            place += 3 * len(objects) + 2
        if place > len(data):
            raise ValueError("cut off")
        return {"counts": counts, "starts": starts, "total": place}[wanted]

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(2)
        for _ in range(3):
            data += bytes(_objects(r, r.choice((0, 0, 1, 2, 4)))) + b"\xff\xff"
        return [data + r.randbytes(r.choice((0, 0, 5)))]

    goal = {
        "counts": "how many objects each of the three lists has",
        "starts": "the offset of each of the three lists in the data",
        "total": "how many bytes the whole room takes, from the header to the last end mark",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'total' else 'std::array<int, 3>'} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Room data: 2 header bytes, then three object lists (3 bytes each object), each ended by FF FF. Return {goal}.",
            f"[2 bytes][objects FF FF] x 3 -> {goal}; no doors in this format",
            f"Write a function that measures the object data of a dungeon room. It starts with two bytes of layout and floor; then come three lists of objects (layer 1, 2, 3), three bytes an object, each closed by two bytes 0xFF where an object would begin. Lists may be empty but are always there. Return {goal}. Something else may follow.",
            f"Before I put edited rooms back into the ROM I need {goal}. A room is two bytes, then for each of the three layers its objects (three bytes; the first two are never both 0xFF) and FF FF. There are no door lists here.",
        ),
    )


def count_object_ids(rng: random.Random) -> Made:
    wanted = rng.choice(("one", "distinct", "top", "range"))
    loop = "for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3)"
    body = {
        "one": f"int count = 0;\n{loop}\n  if (data[at + 2] == id) ++count;\nreturn count;",
        "distinct": f"std::set<uint8_t> ids;\n{loop}\n  ids.insert(data[at + 2]);\nreturn std::vector<uint8_t>(ids.begin(), ids.end());",
        "top": f"std::array<int, 256> counts{{}};\nint best = -1;\n{loop}\n  ++counts[data[at + 2]];\nfor (int id = 0; id < 256; ++id)\n  if (counts[id] > (best < 0 ? 0 : counts[best])) best = id;\nreturn best;",
        "range": f"int count = 0;\n{loop}\n  if (data[at + 2] >= low && data[at + 2] <= high) ++count;\nreturn count;",
    }[wanted]

    def oracle(data: list[int], *more: int) -> object:
        ids = [one[2] for one in _threes(data)]
        if wanted == "one":
            return ids.count(more[0])
        if wanted == "range":
            return len([one for one in ids if one in range(more[0], more[1] + 1)])
        if wanted == "distinct":
            return sorted(set(ids))
        return max(sorted(set(ids)), key=ids.count, default=-1)

    def given(r: random.Random) -> list[object]:
        data = bytes(_objects(r, r.randrange(9), 4)) + _tail(r)
        more = {"one": [r.randrange(4)], "range": sorted((r.randrange(4), r.randrange(5)))}.get(wanted, [])
        return [data, *more]

    goal = {
        "one": "how many objects have the id `id`",
        "distinct": "the ids that occur, ascending and each once",
        "top": "the id that occurs most often (the lowest of several, -1 if there are no objects)",
        "range": "how many objects have an id from `low` to `high`, both included",
    }[wanted]
    more_args = {"one": ", uint8_t id", "range": ", int low, int high"}.get(wanted, "")
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'distinct' else 'int'} @f({BYTES} data{more_args})",
        body,
        oracle,
        given,
        (
            f"Object statistics of one layer (3 bytes an object, id last; FF FF or the end of the data ends it): {goal}.",
            f"[b0 b1 id]* until $FF $FF -> {goal}; an incomplete object at the end of the data is no object",
            f"Write a function that looks through the objects of a dungeon layer. Each has three bytes, the third is its id. The list ends where an object's first two bytes would both be 0xFF, or where fewer than three bytes are left. Return {goal}.",
            f"For the report on my room I want {goal}. An object is position, position, id, a byte each; what comes after two bytes 0xFF (in place of an object's first two) isn't part of the list, which may also just stop.",
        ),
    )


def insert_object(rng: random.Random) -> Made:
    where = rng.choice(("end", "front", "index"))
    limit = rng.choice((0, 5))
    at = {"end": "end", "front": "0", "index": "std::min(index * 3, end)"}[where]
    guard = f"if (end / 3 >= {limit}) return false;\n" if limit else ""
    body = f"size_t end = 0;\nwhile (!(data[end] == 0xFF && data[end + 1] == 0xFF)) end += 3;\n{guard}data.insert(data.begin() + {at}, {{uint8_t((x & 63) << 2 | (size >> 2 & 3)), uint8_t((y & 63) << 2 | (size & 3)), id}});\n{'return true;' if limit else ''}".rstrip(
        "\n"
    )

    def oracle(data: list[int], x: int, y: int, size: int, number: int, index: int = 0) -> object:
        objects = _threes([*data, 255])
        rest = data[3 * len(objects) :]
        if rest[:2] != [255, 255]:
            raise ValueError("no end")
        if limit and len(objects) >= limit:
            return False
        place = {"end": len(objects), "front": 0, "index": min(index, len(objects))}[where]
        objects.insert(place, [x % 64 * 4 + size // 4 % 4, y % 64 * 4 + size % 4, number])
        data[:] = [b for one in objects for b in one] + rest
        return True if limit else None

    def given(r: random.Random) -> list[object]:
        data = bytes(_objects(r, r.choice((0, 1, 3, 5)))) + b"\xff\xff" + r.choice((b"", b"\x07\x08"))
        rest = [r.choice((r.randrange(63), 64)), r.randrange(63), r.choice((r.randrange(16), 16)), r.randrange(256)]
        return [data, *rest, r.randrange(6)] if where == "index" else [data, *rest]

    place = {
        "end": "behind the last object",
        "front": "in front of the first object",
        "index": "as number `index` (from 0; behind the last one if there are fewer)",
    }[where]
    told = (
        f" A layer holds at most {limit} objects: if there are as many already, change nothing and return false; else return true."
        if limit
        else ""
    )
    return Made(
        f"{'bool' if limit else 'void'} @f({BUFFER} data, int x, int y, int size, uint8_t id{', size_t index' if where == 'index' else ''})",
        body,
        oracle,
        given,
        (
            f"Add an object to a room's list {place}: bytes xxxxxxSS yyyyyyss id (size SSss, too large values cut to their bits). The list ends with FF FF; keep what follows.{told}",
            f"insert (x:6 size>>2:2)(y:6 size&3:2)(id) {place}, $FF $FF and everything behind it moves up; fields masked.{told}",
            f"Write a function that puts a new object into the list of a layer, {place}. {_FORMAT[0].upper() + _FORMAT[1:]}. The list ends with two bytes 0xFF in place of an object (they are always there); bytes behind that belong to something else and only move up. x and y are cut to six bits, the size to four.{told}",
            f'"Add object" in my dungeon editor: encode x, y (6 bits each), size (4 bits: the upper two at the bottom of byte 0, the lower two at the bottom of byte 1) and id in three bytes and insert them {place}. FF FF marks the list\'s end and is always present; there can be further data after it, which must stay as it is. Surplus bits of a value are dropped.{told}',
        ),
    )


def delete_objects(rng: random.Random) -> Made:
    which = rng.choice(("id", "box", "twice"))
    cond = {
        "id": "data[at + 2] == id",
        "box": "data[at] >> 2 >= left && data[at] >> 2 <= right && data[at + 1] >> 2 >= top && data[at + 1] >> 2 <= bottom",
        "twice": "",
    }[which]
    if which == "twice":
        body = "std::set<std::array<uint8_t, 3>> seen;\nstd::vector<uint8_t> kept;\nsize_t at = 0;\nfor (; !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3)\n  if (seen.insert({data[at], data[at + 1], data[at + 2]}).second)\n    kept.insert(kept.end(), data.begin() + at, data.begin() + at + 3);\nconst int removed = (at - kept.size()) / 3;\nkept.insert(kept.end(), data.begin() + at, data.end());\ndata = kept;\nreturn removed;"
    else:
        body = f"int removed = 0;\nfor (size_t at = 0; !(data[at] == 0xFF && data[at + 1] == 0xFF);) {{\n  if ({cond}) {{\n    data.erase(data.begin() + at, data.begin() + at + 3);\n    ++removed;\n  }} else {{\n    at += 3;\n  }}\n}}\nreturn removed;"

    def oracle(data: list[int], *more: int) -> int:
        objects = _threes([*data, 255])
        rest = data[3 * len(objects) :]
        if rest[:2] != [255, 255]:
            raise ValueError("no end")
        if which == "id":
            kept = [one for one in objects if one[2] != more[0]]
        elif which == "twice":
            kept = [list(one) for one in dict.fromkeys(map(tuple, objects))]
        else:
            left, top, right, bottom = more
            kept = [one for one in objects if not (left <= _take(one)[0] <= right and top <= _take(one)[1] <= bottom)]
        data[:] = [b for one in kept for b in one] + rest
        return len(objects) - len(kept)

    def given(r: random.Random) -> list[object]:
        objects = [_object(r, 3, 8) for _ in range(r.randrange(6))]
        objects += [r.choice(objects) for _ in range(r.randrange(3)) if objects]
        data = bytes(b for one in objects for b in one) + b"\xff\xff" + r.choice((b"", b"\x07\x08\x01"))
        if which == "id":
            return [data, r.randrange(3)]
        if which == "twice":
            return [data]
        a, b = sorted((r.randrange(9), r.randrange(9))), sorted((r.randrange(9), r.randrange(9)))
        return [data, a[0], b[0], a[1], b[1]]

    said = {
        "id": "all objects with the id `id`",
        "box": "all objects whose position (x, y) lies in the box from (left, top) to (right, bottom), borders included",
        "twice": "every object that is the same in all three bytes as an earlier one",
    }[which]
    more_args = {"id": ", uint8_t id", "box": ", int left, int top, int right, int bottom", "twice": ""}[which]
    return Made(
        f"int @f({BUFFER} data{more_args})",
        body,
        oracle,
        given,
        (
            f"Remove {said} from an object list (xxxxxxss yyyyyyss id, FF FF ends) and return how many; the rest moves up, order kept.",
            f"erase {said} before the $FF $FF; later bytes move down, also those behind the end mark -> number removed",
            f"Write a function that deletes from a room's object list, in place: {said}. Objects have three bytes ({_FORMAT}); two bytes 0xFF where an object would begin are always there and end the list. They and everything behind them close the gap. Return the number of deleted objects.",
            f"My room editor can clean up: {said} shall go. The others keep their order, the end mark FF FF (always present) and all data behind it simply move up. An object is six bits x, two bits size, six bits y, two bits size, then the id. I want to know how many were removed.",
        ),
    )


def bounds_of_objects(rng: random.Random) -> Made:
    grow = rng.random() < 0.5
    empty = rng.choice(("none", "zeros"))
    right = "x + size" if grow else "x"
    returns = "std::vector<int>"
    body = cpp(
        """
        int left = 64, top = 64, right = -1, bottom = -1;
        for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3) {
          const int x = data[at] >> 2, y = data[at + 1] >> 2@size;
          left = std::min(left, x);
          top = std::min(top, y);
          right = std::max(right, @right);
          bottom = std::max(bottom, y);
        }
        if (right < 0) return @empty;
        return {left, top, right, bottom};
        """,
        size=", size = (data[at] & 3) << 2 | (data[at + 1] & 3)" if grow else "",
        right=right,
        empty="{}" if empty == "none" else "{0, 0, 0, 0}",
    )

    def oracle(data: list[int]) -> list[int]:
        cells = []
        for one in _threes(data):
            x, y, size, _ = _take(one)
            cells += [(x, y), (x + size * grow, y)]
        if not cells:
            return [] if empty == "none" else [0] * 4
        xs, ys = zip(*cells, strict=True)
        return [min(xs), min(ys), max(xs), max(ys)]

    nothing = "an empty vector" if empty == "none" else "four zeros"
    reach = "each reaches from x to x + size in its row" if grow else "only positions count, not sizes"
    return Made(
        f"{returns} @f({BYTES} data)",
        body,
        oracle,
        lambda r: [bytes(_objects(r, r.choice((0, 1, 2, 4)), 9, 40)) + _tail(r)],
        (
            f"Bounding box {{left, top, right, bottom}} (inclusive tiles) of a room's objects, xxxxxxss yyyyyyss id up to FF FF; {reach}; none: {nothing}.",
            f"object list -> min x, min y, max x, max y; {reach}; no objects: {nothing}; list ends at $FF $FF or with the data",
            f"Write a function that returns the box around all objects of a layer as left, top, right and bottom, all inclusive. {_FORMAT[0].upper() + _FORMAT[1:]}; {reach}. The list ends with 0xFF 0xFF in place of an object's first bytes or with its last whole object. Without objects return {nothing}.",
            f'For "zoom to contents" I need the tiles that the objects span: smallest x, smallest y, largest x, largest y, where {reach}. Three bytes an object (x in the upper six bits of the first, y of the second; the size\'s upper two bits and lower two bits below them), FF FF or no further whole object at the end. Nothing there: {nothing}.',
        ),
    )


def draw_object_rows(rng: random.Random) -> Made:
    side = rng.choice((16, 8))
    way = rng.choice(("right", "down", "diagonal"))
    over = rng.random() < 0.6
    dx, dy = {"right": ("+ i", ""), "down": ("", "+ i"), "diagonal": ("+ i", "+ i")}[way]
    body = cpp(
        """
        std::vector<uint8_t> room(@total);
        for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3) {
          const int size = (data[at] & 3) << 2 | (data[at + 1] & 3);
          for (int i = 0; i <= size; ++i) {
            const int x = (data[at] >> 2)@dx, y = (data[at + 1] >> 2)@dy;
            if (x < @side && y < @side@free) room[y * @side + x] = data[at + 2];
          }
        }
        return room;
        """,
        total=side * side,
        dx=f" {dx}" if dx else "",
        dy=f" {dy}" if dy else "",
        side=side,
        free="" if over else f" && room[y * {side} + x] == 0",
    )

    def oracle(data: list[int]) -> list[int]:
        step = {"right": (1, 0), "down": (0, 1), "diagonal": (1, 1)}[way]
        painted: dict[tuple[int, int], int] = {}
        for one in _threes(data)[:: 1 if over else -1]:
            x, y, size, number = _take(one)
            painted |= {(x + step[0] * i, y + step[1] * i): number for i in range(size + 1)}
        return [painted.get((x, y), 0) for y in range(side) for x in range(side)]

    def given(r: random.Random) -> list[object]:
        data = []
        for _ in range(r.randrange(6)):
            one = _object(r, 8, side)
            data += [*one[:2], one[2] + 1]
        return [bytes(data) + _tail(r)]

    line = {"right": "to the right", "down": "downwards", "diagonal": "diagonally to the lower right"}[way]
    rule = "later objects cover earlier ones" if over else "a tile that is set already stays (the earlier object wins)"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Render a room of {side}x{side} tiles: each object writes its id on size + 1 tiles from (x, y) {line}, clipped; {rule}. Objects xxxxxxss yyyyyyss id (not 0), FF FF ends; empty tiles 0.",
            f"objects -> {side}x{side} id grid: size + 1 cells {line} from (x, y), off-grid cells skipped, {rule}, 0 where nothing is; list until $FF $FF or data end",
            f"Write a function that draws a simplified preview of a room. The result has {side} rows of {side} bytes, 0 where nothing is. An object ({_FORMAT}, never 0) puts its id on size + 1 tiles, beginning at (x, y) and going {line}; tiles outside of the room are left out. The objects come in order, and {rule}. 0xFF 0xFF in place of an object ends the list, or the end of the data does.",
            f"Let me see what is where: from the object list of a layer make a grid of {side} by {side} bytes with the id of the object on each tile (0: none; ids are not 0). Objects start at x, y and take size + 1 tiles {line}; {rule}. What's outside of the grid is cut. In the bytes x and y have the upper six bits, the size the lower two and two; FF FF or no more whole object ends the list.",
        ),
    )


def compare_object_lists(rng: random.Random) -> Made:
    wanted = rng.choice(("added", "removed", "same"))
    a, b = ("now", "old") if wanted == "added" else ("old", "now")
    if wanted == "same":
        body = "auto sorted = [](const std::vector<uint8_t>& data) {\n  std::multiset<std::array<uint8_t, 3>> objects;\n  for (size_t at = 0; at + 2 < data.size(); at += 3) objects.insert({data[at], data[at + 1], data[at + 2]});\n  return objects;\n};\nreturn sorted(old) == sorted(now);"
    else:
        body = cpp(
            """
            std::vector<uint8_t> result;
            for (size_t i = 0; i + 2 < @a.size(); i += 3) {
              bool known = false;
              for (size_t j = 0; j + 2 < @b.size(); j += 3)
                known = known || std::equal(@a.begin() + i, @a.begin() + i + 3, @b.begin() + j);
              if (!known) result.insert(result.end(), @a.begin() + i, @a.begin() + i + 3);
            }
            return result;
            """,
            a=a,
            b=b,
        )

    def oracle(old: list[int], now: list[int]) -> object:
        lists = [[tuple(data[i : i + 3]) for i in range(0, len(data) - 2, 3)] for data in (old, now)]
        if wanted == "same":
            return sorted(lists[0]) == sorted(lists[1])
        mine, other = lists if wanted == "removed" else lists[::-1]
        return [x for one in mine if one not in other for x in one]

    def given(r: random.Random) -> list[object]:
        objects = [_object(r, 3) for _ in range(r.randrange(5))]
        now = list(objects)
        if r.random() < 0.5 and now:
            now.pop(r.randrange(len(now)))
        if r.random() < (0.3 if wanted == "same" else 0.6):
            now.append(r.choice([*objects, _object(r)]))
        r.shuffle(now)
        return [bytes(b for one in some for b in one) for some in (objects, now)]

    goal = {
        "added": "the objects of `now` that `old` doesn't have, in order (all three bytes each, as often as they occur)",
        "removed": "the objects of `old` that `now` doesn't have, in order (all three bytes each, as often as they occur)",
        "same": "whether both have the same objects equally often, in any order",
    }[wanted]
    return Made(
        f"{'bool' if wanted == 'same' else 'std::vector<uint8_t>'} @f({BYTES} old, {BYTES} now)",
        body,
        oracle,
        given,
        (
            f"Diff two object lists (3 bytes each, no end mark): return {goal}.",
            f"old/now as [3-byte objects]* -> {goal}",
            f"Write a function that compares two versions of a room. Both are plain lists of objects with three bytes each, whole ones, without an end mark. Objects are the same if all three bytes are. Return {goal}.",
            f"My change log needs to know {goal}. `old` and `now` contain three bytes an object and nothing else, so two objects are equal when those bytes are.",
        ),
    )


def reorder_object(rng: random.Random) -> Made:
    how = rng.choice(("front", "back", "up", "down"))
    body = {
        "front": "std::rotate(data.begin() + at, data.begin() + at + 3, data.end() - data.size() % 3);",
        "back": "std::rotate(data.begin(), data.begin() + at, data.begin() + at + 3);",
        "up": "if (at + 6 > data.size()) return index;\nstd::swap_ranges(data.begin() + at, data.begin() + at + 3, data.begin() + at + 3);",
        "down": "if (index == 0) return 0;\nstd::swap_ranges(data.begin() + at, data.begin() + at + 3, data.begin() + at - 3);",
    }[how]
    final = {
        "front": "return data.size() / 3 - 1;",
        "back": "return 0;",
        "up": "return index + 1;",
        "down": "return index - 1;",
    }[how]
    body = f"const size_t at = index * 3;\nif (at + 3 > data.size()) return -1;\n{body}\n{final}"

    def oracle(data: list[int], index: int) -> int:
        objects = [data[i : i + 3] for i in range(0, len(data) - 2, 3)]
        rest = data[3 * len(objects) :]
        if index >= len(objects):
            return -1
        one = objects.pop(index)
        new = {"front": len(objects), "back": 0, "up": min(index + 1, len(objects)), "down": max(0, index - 1)}[how]
        objects.insert(new, one)
        data[:] = [b for each in objects for b in each] + rest
        return new

    def given(r: random.Random) -> list[object]:
        count = r.randrange(5)
        return [bytes(_objects(r, count)) + r.choice((b"", b"\x01\x02")), r.randrange(count + 1)]

    goal = {
        "front": "bring it to the front, that is to the end of the list",
        "back": "send it to the back, that is to the beginning of the list",
        "up": "move it one place towards the end of the list (it stays if it is the last)",
        "down": "move it one place towards the beginning of the list (it stays if it is the first)",
    }[how]
    return Made(
        f"int @f({BUFFER} data, size_t index)",
        body,
        oracle,
        given,
        (
            f"Drawing order of room objects (3 bytes each, later ones on top): take object `index` and {goal}; return its new index, -1 if there's no such object.",
            f"z-order: object `index` of [3 bytes]*: {goal}; the others keep their order -> new index, or -1",
            f'Write a function for the menu "arrange" of my room editor. The list has three bytes an object and no end mark; a fragment at its end stays there. Objects are drawn in list order. With object number `index`: {goal}. The others keep their order. Return the object\'s new number; if there is no such object, -1, and nothing changes.',
            f"Objects that come later in the list cover earlier ones. I want to pick one by its number and {goal}, three bytes at a time. Give me the new number (from 0), or -1 if the list is too short. One or two bytes left over at the end don't move.",
        ),
    )


def objects_out_of_room(rng: random.Random) -> Made:
    wide, high = rng.choice(((64, 64), (32, 32), (64, 32)))
    wanted = rng.choice(("list", "count", "any"))
    shape = rng.choice(("row", "square"))
    x_end = "x + size"
    y_end = "y + size" if shape == "square" else "y"
    head, step, final = {
        "list": ("std::vector<int> result;", "result.push_back(at / 3);", "return result;"),
        "count": ("int result = 0;", "++result;", "return result;"),
        "any": ("", "return true;", "return false;"),
    }[wanted]
    body = cpp(
        """
        @head
        for (size_t at = 0; at + 2 < data.size() && !(data[at] == 0xFF && data[at + 1] == 0xFF); at += 3) {
          const int x = data[at] >> 2, y = data[at + 1] >> 2, size = (data[at] & 3) << 2 | (data[at + 1] & 3);
          if (@xe >= @wide || @ye >= @high) @step
        }
        @final
        """,
        head=head,
        xe=x_end,
        ye=y_end,
        wide=wide,
        high=high,
        step=step,
        final=final,
    ).strip("\n")

    def oracle(data: list[int]) -> object:
        bad = []
        for i, one in enumerate(_threes(data)):
            x, y, size, _ = _take(one)
            across, down = size + 1, size + 1 if shape == "square" else 1
            if x + across > wide or y + down > high:
                bad.append(i)
        return {"list": bad, "count": len(bad), "any": bool(bad)}[wanted]

    def given(r: random.Random) -> list[object]:
        count = r.choice((0, 1, 1)) if wanted == "any" else r.randrange(5)
        data: list[int] = []
        for _ in range(count):
            size = r.randrange(16)
            x = min(62, max(0, r.choice((wide - 1 - size, wide - size, r.randrange(wide - 16)))))
            y = min(
                62, max(0, r.choice((high - 1 - size, high - size, r.randrange(high - 16), r.randrange(high - 16))))
            )
            data += [x << 2 | size >> 2, y << 2 | size & 3, 5]
        return [bytes(data) + _tail(r)]

    extent = (
        "size + 1 tiles to the right in one row"
        if shape == "row"
        else "a square of size + 1 tiles from (x, y) to the right and down"
    )
    goal = {
        "list": "the indices of the objects that leave the room, ascending",
        "count": "how many objects leave the room",
        "any": "whether any object leaves the room",
    }[wanted]
    returns = {"list": "std::vector<int>", "count": "int", "any": "bool"}[wanted]
    return Made(
        f"{returns} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Validate a layer: {goal}. Room {wide}x{high} tiles; an object covers {extent}. xxxxxxss yyyyyyss id until FF FF.",
            f"3-byte objects vs a {wide}x{high} room, extent {extent} -> {goal}; ends at $FF $FF or the last whole object",
            f"Write a function that checks the objects of a room with {wide} columns and {high} rows of tiles. {_FORMAT[0].upper() + _FORMAT[1:]}. An object covers {extent}. Return {goal}, so cover at least one tile beyond the right or lower border. The list ends with 0xFF 0xFF in place of an object or with the data.",
            f"An object that hangs over the border of its room corrupts memory in my game. Objects here take {extent}; the room has {wide} by {high} tiles. Position: upper six bits of the first (x) and second (y) byte; size: lower two bits of the first, then of the second. I want {goal}. FF FF (or no whole object more) ends the list.",
        ),
    )


RECIPES = (
    move_room_objects,
    objects_covering_tile,
    resize_object,
    list_bytes_per_layer,
    count_object_ids,
    insert_object,
    delete_objects,
    bounds_of_objects,
    draw_object_rows,
    compare_object_lists,
    reorder_object,
    objects_out_of_room,
)
