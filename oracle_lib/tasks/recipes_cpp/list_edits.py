"""Lists in a ROM: with a count, an end mark or a marked last entry, in groups, sorted, sparse; edited, converted, checked."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _rows(data: list[int], size: int) -> list[list[int]]:
    return [data[i : i + size] for i in range(0, len(data) - size + 1, size)]


def _lists(r: random.Random, count: int, end: int, least: int = 0) -> bytes:
    return b"".join(
        bytes(r.randrange(1, 0x80) for _ in range(r.randrange(least, 4))) + bytes([end]) for _ in range(count)
    )


def insert_in_counted_list(rng: random.Random) -> Made:
    size, limit = rng.choice((1, 2, 3)), rng.choice((4, 5, 8))
    body = cpp(
        """
        const size_t count = list[0];
        if (count >= @limit || index > count) return false;
        list.insert(list.begin() + 1 + @size * index, entry.begin(), entry.end());
        list.resize(list.size() - @size);
        ++list[0];
        return true;
        """,
        limit=limit,
        size=size,
    )

    def oracle(block: list[int], index: int, entry: list[int]) -> bool:
        rows = _rows(block[1 : 1 + size * block[0]], size)
        tail = block[1 + size * len(rows) : len(block) - size]
        if len(rows) >= limit or index > len(rows):
            return False
        rows.insert(index, entry)
        block[:] = [len(rows), *[one for row in rows for one in row], *tail]
        return True

    def given(r: random.Random) -> list[object]:
        count = r.randrange(limit + 1)
        return [bytes([count]) + r.randbytes(limit * size), r.randrange(limit + 2), r.randbytes(size)]

    return Made(
        f"bool @f({BUFFER} list, size_t index, {BYTES} entry)",
        body,
        oracle,
        given,
        (
            f"Write a function that inserts an entry into a counted list. The block has a count byte and then room for {limit} entries of {size} byte{'s' * (size > 1)}; it keeps its size. Entries from `index` on move back by one, whatever stands behind the last entry moves too and its last {size} byte{'s' * (size > 1)} {'are' if size > 1 else 'is'} lost. Return false without a change if the list is full or `index` is greater than the count.",
            f"list = [count][{limit} x {size} byte{'s' * (size > 1)}]; insert `entry` ({size} byte{'s' * (size > 1)}) at `index`, everything behind it shifts by {size} within the block; false if full or index > count",
            f"How do I put a sprite in the middle of a room's list? A count byte comes first, then {limit} places of {size} byte{'s' * (size > 1)}. All bytes from the place on shift up by {size}, what falls off the end of the block is gone, the count goes up. With {limit} entries already, or an index above the count: false, nothing happens.",
            f"Insert at `index` (the count itself means append) in a fixed block of a count and {limit} {size}-byte slots. The unused slots' bytes shift along, the block doesn't grow. Returns whether that was possible (not full, index at most the count).",
        ),
    )


def remove_from_counted_list(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    fill = rng.choice((0, 0xFF))
    many = rng.random() < 0.4
    if many:
        body = cpp(
            """
            size_t kept = 0;
            for (size_t i = 0; i < list[0]; ++i) {
              if (list[1 + @size * i] == id) continue;
              std::copy_n(list.begin() + 1 + @size * i, @size, list.begin() + 1 + @size * kept);
              ++kept;
            }
            const int removed = list[0] - kept;
            std::fill_n(list.begin() + 1 + @size * kept, @size * removed, @fill);
            list[0] = kept;
            return removed;
            """,
            size=size,
            fill=hexadecimal(fill),
        )
    else:
        body = cpp(
            """
            if (index >= list[0]) return false;
            list.erase(list.begin() + 1 + @size * index, list.begin() + 1 + @size * (index + 1));
            --list[0];
            list.insert(list.begin() + 1 + @size * list[0], @size, @fill);
            return true;
            """,
            size=size,
            fill=hexadecimal(fill),
        )

    def oracle(block: list[int], which: int) -> object:
        count = block[0]
        rows = _rows(block[1:], size)
        kept = [row for i, row in enumerate(rows[:count]) if (row[0] != which if many else i != which)]
        gone = count - len(kept)
        end = 1 + size * count
        block[1:end] = [one for row in kept for one in row] + [fill] * size * gone
        block[0] = len(kept)
        return gone if many else gone == 1

    def given(r: random.Random) -> list[object]:
        room = r.randrange(1, 6)
        count = r.randrange(room + 1)
        rows = b"".join(bytes([r.randrange(3)]) + r.randbytes(size - 1) for _ in range(room))
        return [bytes([count]) + rows, r.randrange(3 if many else room + 1)]

    s = f"{size} byte{'s' * (size > 1)}"
    what = "all entries whose first byte is `id`" if many else "the entry number `index`"
    ret = "how many were removed" if many else "whether there was such an entry (nothing changes otherwise)"
    return Made(
        f"{'int' if many else 'bool'} @f({BUFFER} list, {'uint8_t id' if many else 'size_t index'})",
        body,
        oracle,
        given,
        (
            f"Write a function that removes {what} from a list with a count byte in front and entries of {s}. Later entries move forward, the places that become free at the end of the list are filled with 0x{fill:02X}, the count is corrected and the vector keeps its size; bytes behind the old list stay. Return {ret}.",
            f"[count][entries of {s}]: remove {what}, close the gap, fill freed places at the list's old end with ${fill:02X}, same buffer size; returns {ret}",
            f"Deleting from a counted list in place: I need {what} gone, the others in the same order, ${fill:02X} in the places no longer used, and the count byte right. What lies behind the list in the buffer must not move. The result tells {ret}.",
            f"Take {what} out of a list (count byte first, {s} each). No bytes outside of the old list change; its free end becomes 0x{fill:02X}. Returns {ret}.",
        ),
    )


def move_in_list(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    end = rng.choice((0xFF, 0))
    body = (
        cpp(
            """
        size_t count = 0;
        while (list[@size * count] != @end) ++count;
        if (from >= count || to >= count) return false;
        auto at = [&](size_t i) { return list.begin() + @size * i; };
        if (from < to) std::rotate(at(from), at(from + 1), at(to + 1));
        else std::rotate(at(to), at(from), at(from + 1));
        return true;
        """,
            size=size,
            end=hexadecimal(end),
        )
        .replace("1 * count", "count")
        .replace("1 * i", "i")
    )

    def oracle(data: list[int], start: int, to: int) -> bool:
        rows: list[list[int]] = []
        for i in range(0, len(data), size):
            if data[i] == end:
                break
            rows.append(data[i : i + size])
        if max(start, to) >= len(rows):
            return False
        rows.insert(to, rows.pop(start))
        data[: size * len(rows)] = [one for row in rows for one in row]
        return True

    def given(r: random.Random) -> list[object]:
        count = r.randrange(6)
        rows = b"".join(bytes([r.randrange(1, 255)]) + r.randbytes(size - 1) for _ in range(count))
        return [rows + bytes([end]) + r.randbytes(r.randrange(4)), r.randrange(6), r.randrange(6)]

    return Made(
        f"bool @f({BUFFER} list, size_t from, size_t to)",
        body,
        oracle,
        given,
        (
            f"Write a function that moves an entry of a list to another position: entries have {size} byte{'s' * (size > 1)}, a first byte 0x{end:02X} is the end (always there). The entry number `from` becomes number `to`, those in between shift by one. If one of the numbers doesn't exist return false and change nothing.",
            f"reorder a ${end:02X}-terminated list of {size}-byte entries: from -> to, the others keep their order; false if out of range",
            f"Drag and drop in an object list: what was at `from` is at `to` afterwards. An entry is {size} byte{'s' * (size > 1)}, ${end:02X} where an entry would begin ends the list. Both numbers must be existing entries, otherwise false.",
            f"Move one entry in place (draw order matters!). List of {size}-byte records up to a record start of ${end:02X}; `to` is its number after the move. False for invalid numbers.",
        ),
    )


def count_from_mark(rng: random.Random) -> Made:
    to_count = rng.random() < 0.5
    end = rng.choice((0xFF, 0))
    if to_count:
        body = cpp(
            """
            std::vector<uint8_t> result;
            auto at = lists.begin();
            while (true) {
              auto stop = std::find(at, lists.end(), @end);
              if (stop == lists.end()) return result;
              result.push_back(stop - at);
              result.insert(result.end(), at, stop);
              at = stop + 1;
            }
            """,
            end=hexadecimal(end),
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> result;
            for (size_t at = 0; at < lists.size() && at + lists[at] < lists.size(); at += 1 + lists[at]) {
              result.insert(result.end(), lists.begin() + at + 1, lists.begin() + at + 1 + lists[at]);
              result.push_back(@end);
            }
            return result;
            """,
            end=hexadecimal(end),
        )

    def oracle(lists: list[int]) -> bytes:
        data, out = bytes(lists), b""
        if to_count:
            for part in data.split(bytes([end]))[:-1]:
                out += bytes([len(part)]) + part
            return out
        while data and len(data) > data[0]:
            out += data[1 : data[0] + 1] + bytes([end])
            data = data[data[0] + 1 :]
        return out

    def given(r: random.Random) -> list[bytes]:
        if to_count:
            return [_lists(r, r.randrange(5), end) + r.choice((b"", b"", b"\x12\x13"))]
        out = b""
        for _ in range(r.randrange(5)):
            count = r.randrange(4)
            out += bytes([count]) + bytes(r.randrange(1, 255) for _ in range(count))
        return [out + r.choice((b"", b"", b"\x03\x01"))]

    asks = (
        (
            f"Write a function that converts lists which end with 0x{end:02X} each, one behind the other, to lists that begin with a count byte instead. No list has more than 255 bytes. Bytes behind the last end mark are dropped.",
            f"${end:02X}-terminated lists -> length-prefixed lists (1 byte), unterminated rest dropped",
            f"My new engine reads a count first, the old data end with ${end:02X}. Convert all lists in the buffer; a last one without its end mark is ignored.",
            f"Terminator to prefix: each run of bytes up to ${end:02X} becomes its length and the bytes. What follows the last ${end:02X} is no list.",
        )
        if to_count
        else (
            f"Write a function that converts lists with a count byte in front, one behind the other, to lists that end with 0x{end:02X}. The values themselves are never 0x{end:02X}. A list that is not complete ends the conversion and is dropped.",
            f"length-prefixed lists (1 byte) -> ${end:02X}-terminated; stop at an incomplete one; values never contain ${end:02X}",
            f"The old engine wants ${end:02X} after each list, mine stores a count before it. Convert the whole buffer. If the last list lacks bytes, leave it out.",
            f"Prefix to terminator: [n][n bytes] becomes the bytes and ${end:02X}, for all whole lists of the buffer.",
        )
    )
    return Made(f"std::vector<uint8_t> @f({BYTES} lists)", body, oracle, given, asks)


def replace_nth_list(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0))
    body = cpp(
        """
        size_t start = 0;
        for (int i = 0; i < index; ++i) start = std::find(data.begin() + start, data.end(), @end) - data.begin() + 1;
        const size_t stop = std::find(data.begin() + start, data.end(), @end) - data.begin();
        if (data.size() - (stop - start) + items.size() > limit) return false;
        data.erase(data.begin() + start, data.begin() + stop);
        data.insert(data.begin() + start, items.begin(), items.end());
        return true;
        """,
        end=hexadecimal(end),
    )

    def oracle(data: list[int], index: int, items: list[int], limit: int) -> bool:
        parts = bytes(data).split(bytes([end]))
        parts[index] = bytes(items)
        new = bytes([end]).join(parts)
        if len(new) > limit:
            return False
        data[:] = new
        return True

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        data = _lists(r, count, end)
        return [
            data,
            r.randrange(count),
            bytes(r.randrange(1, 0x80) for _ in range(r.randrange(5))),
            len(data) + r.choice((0, 0, 1, 2, 10)),
        ]

    return Made(
        f"bool @f({BUFFER} data, int index, {BYTES} items, size_t limit)",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces the contents of list number `index` in a row of lists, each of which ends with 0x{end:02X} (list and end mark exist). `items` has the new entries without end mark. If all lists together would have more than `limit` bytes then, return false and leave them alone.",
            f"set the index-th ${end:02X}-terminated list of `data` to `items`; false and no change if the total size would exceed `limit`",
            f"How do I rewrite one room's list among many? They follow each other, each closed by ${end:02X}. The space in the ROM is `limit` bytes: refuse (false) what would not fit. `index` is valid, `items` comes without the ${end:02X}.",
            f"Edit list `index` (from 0, existing) in a block of ${end:02X}-terminated lists; the lists behind it move. Result: whether the block is at most `limit` bytes long with that; if not, nothing changes.",
        ),
    )


def counted_lists_valid(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    limit = rng.choice((8, 16, 4))
    wanted = rng.choice(("bool", "where"))
    good, bad = ("true", "false") if wanted == "bool" else ("-1", "at")
    body = cpp(
        """
        size_t at = 0;
        for (int i = 0; i < lists; ++i) {
          if (at >= data.size() || data[at] > @limit || at + 1 + data[at] * @size > data.size()) return @bad;
          at += 1 + data[at] * @size;
        }
        return @good;
        """,
        size=size,
        limit=limit,
        bad=bad,
        good="at == data.size()" if wanted == "bool" else good,
    ).replace(" * 1", "")

    def oracle(data: list[int], lists: int) -> object:
        rest = list(data)
        for _ in range(lists):
            need = 1 + size * rest[0] if rest and rest[0] <= limit else len(data) + 1
            if len(rest) < need:
                return False if wanted == "bool" else len(data) - len(rest)
            rest = rest[need:]
        return not rest if wanted == "bool" else -1

    def given(r: random.Random) -> list[object]:
        count = r.randrange(5)
        out = b""
        for _ in range(count):
            n = r.choice((0, 1, 2, limit))
            out += bytes([n]) + r.randbytes(n * size)
        if r.random() < 0.2:
            out += bytes([limit + 1]) + r.randbytes(size * limit + size)
            count += 1
        return [out[: len(out) - r.choice((0, 0, 0, 1))], count + r.choice((0, 0, 0, 1, -1 if count else 0))]

    ret = (
        "whether there are exactly `lists` of them up to the end of `data`, all valid"
        if wanted == "bool"
        else "-1 if the first `lists` lists are valid, otherwise the offset of the first invalid one's count byte (the size of `data` if it is missing)"
    )
    return Made(
        f"{'bool' if wanted == 'bool' else 'int'} @f({BYTES} data, int lists)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks lists which follow one another: a count byte, at most {limit}, and as many entries of {size} byte{'s' * (size > 1)}. A list is valid if its count is allowed and all its bytes are there. Return {ret}.",
            f"validate `lists` lists of [count <= {limit}][count x {size} byte{'s' * (size > 1)}]: {ret}",
            f"Before my editor loads a file it should verify its lists. Each one: count (0-{limit}), then count entries, {size} byte{'s' * (size > 1)} each, complete. I need {ret}.",
            f"Sanity check of counted lists with {size}-byte entries and no more than {limit} of them per list. Result: {ret}.",
        ),
    )


def drop_deleted_entries(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    where = rng.randrange(size)
    mark = rng.choice((0xFF, 0, "bit"))
    fill = rng.choice((0, 0xFF)) if mark == "bit" else mark
    test = f"(table[i + {where}] & 0x80)" if mark == "bit" else f"table[i + {where}] == {hexadecimal(int(mark))}"
    body = cpp(
        """
        size_t kept = 0;
        for (size_t i = 0; i < table.size(); i += @size) {
          if (@test) continue;
          std::copy_n(table.begin() + i, @size, table.begin() + kept);
          kept += @size;
        }
        std::fill(table.begin() + kept, table.end(), @fill);
        return kept / @size;
        """,
        size=size,
        test=test.replace(" + 0]", "]"),
        fill=hexadecimal(int(fill)),
    )

    def oracle(table: list[int]) -> int:
        alive = [row for row in _rows(table, size) if (row[where] < 128 if mark == "bit" else row[where] != mark)]
        flat = [one for row in alive for one in row]
        table[:] = flat + [int(fill)] * (len(table) - len(flat))
        return len(alive)

    def given(r: random.Random) -> list[bytes]:
        out = bytearray(r.randbytes(size * r.randrange(6)))
        for i in range(where, len(out), size):
            out[i] = r.choice((r.randrange(1, 128), 0x81 if mark == "bit" else int(mark)))
        return [bytes(out)]

    told = (
        f"byte {where} of an entry has bit 7 set" if mark == "bit" else f"byte {where} of an entry is 0x{int(mark):02X}"
    )
    return Made(
        f"int @f({BUFFER} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that closes the gaps in a table of {size}-byte entries: those that were deleted ({told}) are dropped, the others move to the front in their order, and the rest of the table becomes 0x{int(fill):02X}. The size stays (it is a multiple of {size}). Return how many entries are left.",
            f"compact a table ({size} bytes per entry, deleted: {told}); pad with ${int(fill):02X}; return the number of live entries",
            f"Deleted items stay in my table as holes, where {told} (bytes counted from 0). Squeeze them out, keep the order, fill the end with ${int(fill):02X}, and count what remains. The table has whole entries of {size} bytes.",
            f"In-place cleanup: {size}-byte records, a record is dead if {told}. Live ones to the front, 0x{int(fill):02X} behind them up to the old size; returns their number.",
        ),
    )


def swap_two_lists(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0, 0xFE))
    body = cpp(
        """
        std::vector<std::vector<uint8_t>> lists(1);
        for (uint8_t byte : data) {
          lists.back().push_back(byte);
          if (byte == @end) lists.emplace_back();
        }
        std::swap(lists[a], lists[b]);
        std::vector<uint8_t> result;
        for (const auto& list : lists) result.insert(result.end(), list.begin(), list.end());
        return result;
        """,
        end=hexadecimal(end),
    )

    def oracle(data: list[int], a: int, b: int) -> bytes:
        parts = bytes(data).split(bytes([end]))
        parts[a], parts[b] = parts[b], parts[a]
        return bytes([end]).join(parts)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        return [_lists(r, count, end), r.randrange(count), r.randrange(count)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, size_t a, size_t b)",
        body,
        oracle,
        given,
        (
            f"Write a function that exchanges lists number `a` and `b` in a row of lists, each ended by a byte 0x{end:02X}. Everything else keeps its order; both lists exist (and may be the same). Return the new bytes.",
            f"swap the a-th and b-th ${end:02X}-terminated list in `data`",
            f"Two rooms trade their object lists. All lists lie one after the other, each closed with ${end:02X}, and may have different lengths. Numbers count from 0 and are valid.",
            f"`data` consists of lists that end with ${end:02X}. I want it with lists `a` and `b` (valid, possibly equal) in each other's place.",
        ),
    )


def marked_last_entry(rng: random.Random) -> Made:
    bit = rng.choice((0x80, 0x40))
    back = rng.random() < 0.5
    if back:
        body = cpp(
            """
            std::vector<uint8_t> result;
            size_t at = 0;
            for (uint8_t size : sizes) {
              result.insert(result.end(), values.begin() + at, values.begin() + at + size);
              result.back() |= @bit;
              at += size;
            }
            return result;
            """,
            bit=hexadecimal(bit),
        )
    else:
        body = cpp(
            """
            std::vector<std::vector<uint8_t>> lists;
            std::vector<uint8_t> current;
            for (uint8_t byte : data) {
              current.push_back(byte & ~@bit);
              if (!(byte & @bit)) continue;
              lists.push_back(current);
              current.clear();
            }
            return index < lists.size() ? lists[index] : std::vector<uint8_t>{};
            """,
            bit=hexadecimal(bit),
        )

    def oracle(data: list[int], other: object) -> list[int]:
        if back:
            assert isinstance(other, list)
            ends = {sum(other[: i + 1]) - 1 for i in range(len(other))}
            return [one + bit if i in ends else one for i, one in enumerate(data[: sum(other)])]
        assert isinstance(other, int)
        stops = [-1] + [i for i, one in enumerate(data) if one & bit]
        if other + 1 >= len(stops):
            return []
        return [one & (255 - bit) for one in data[stops[other] + 1 : stops[other + 1] + 1]]

    def given(r: random.Random) -> list[object]:
        if back:
            sizes = [r.randrange(1, 4) for _ in range(r.randrange(5))]
            return [bytes(r.randrange(64) for _ in range(sum(sizes))), bytes(sizes)]
        return [
            bytes(r.randrange(64) + r.choice((0, 0, bit)) for _ in range(r.randrange(9))),
            r.randrange(4),
        ]

    number = 7 if bit == 0x80 else 6
    asks = (
        (
            f"Write a function that stores lists without end marks: `values` has the entries of all lists one after the other, `sizes` how many each list has (1 or more, together all of the values). The last entry of each list gets bit {number} set, which is clear in all values.",
            f"set bit {number} of the last value of each list (list lengths in `sizes`, none empty, they add up to values.size())",
            f"The game ends a list by bit {number} in its last entry. From the values (that bit is free) and the lengths of the lists, all at least 1, make the bytes for the ROM.",
            f"Encode lists: last entry | 0x{bit:02X}, all others as they are. sizes[i] entries of `values` belong to list i; no list is empty and nothing is left over.",
        )
        if back
        else (
            f"Write a function that returns the entries of list number `index`. The lists follow one another; bit {number} of an entry tells that it is the last of its list and is cleared in the result. Entries are bytes. A list that does not exist, or whose last entry is missing, gives an empty vector.",
            f"n-th list where the last entry has bit {number} set (cleared in the result); empty if missing or not closed",
            f"Lists in this ROM have no end mark: their last byte has 0x{bit:02X} set. Give me list `index`, counted from 0, with that bit removed; nothing if there are fewer complete lists.",
            f"data = bytes, 0x{bit:02X} set in the final byte of each list. Extract list `index` without the flag. Incomplete or absent list: empty.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} values, {BYTES} sizes)"
        if back
        else f"std::vector<uint8_t> @f({BYTES} data, size_t index)",
        body,
        oracle,
        given,
        asks,
    )


def sparse_table(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    end = 0xFF
    size = rng.choice((8, 16, 12))
    last = rng.random() < 0.5
    if back:
        body = f"std::vector<uint8_t> pairs;\nfor (size_t i = 0; i < table.size(); ++i) {{\n  if (table[i] == fallback) continue;\n  pairs.push_back(i);\n  pairs.push_back(table[i]);\n}}\npairs.push_back({hexadecimal(end)});\nreturn pairs;"
        signature = f"std::vector<uint8_t> @f({BYTES} table, uint8_t fallback)"
    else:
        body = cpp(
            """
            std::vector<uint8_t> table(@size, fallback);
            for (size_t i = 0; i + 1 < pairs.size() && pairs[i] != 0xFF; i += 2)
              if (pairs[i] < @size) table[pairs[i]] = pairs[i + 1];
            return table;
            """,
            size=size,
        )
        if not last:
            body = cpp(
                """
                std::vector<uint8_t> table(@size, fallback);
                std::vector<bool> set(@size);
                for (size_t i = 0; i + 1 < pairs.size() && pairs[i] != 0xFF; i += 2) {
                  if (pairs[i] >= @size || set[pairs[i]]) continue;
                  table[pairs[i]] = pairs[i + 1];
                  set[pairs[i]] = true;
                }
                return table;
                """,
                size=size,
            )
        signature = f"std::vector<uint8_t> @f({BYTES} pairs, uint8_t fallback)"

    def oracle(data: list[int], fallback: int) -> list[int]:
        if back:
            return [part for i, one in enumerate(data) if one != fallback for part in (i, one)] + [end]
        pairs = []
        for key, value in zip(data[::2], data[1::2], strict=False):
            if key == end:
                break
            pairs.append((key, value))
        known = dict(pairs if last else pairs[::-1])
        return [known.get(i, fallback) for i in range(size)]

    def given(r: random.Random) -> list[object]:
        fallback = r.choice((0, 1, 0x40))
        if back:
            return [bytes(r.choice((fallback, fallback, r.randrange(256))) for _ in range(r.randrange(12))), fallback]
        pairs = b"".join(
            bytes([r.choice((r.randrange(size), 3, size)), r.randrange(256)]) for _ in range(r.randrange(6))
        )
        return [pairs + r.choice((b"\xff", b"\xff\x01\x02", b"", b"\x01")), fallback]

    rule = "the last" if last else "the first"
    asks = (
        (
            "Write a function that stores a table of at most 255 bytes sparsely: for each entry that differs from `fallback` its index and its value, in ascending order, then the end mark 0xFF.",
            "dense -> sparse: [index][value] for every entry != fallback, then $FF (table has at most 255 entries)",
            "Most rooms use the default music, so I save only the exceptions: index byte, value byte, room after room, 0xFF at the end. The table is no longer than 255.",
            "Encode the entries of `table` that aren't `fallback` as index/value pairs with a final $FF. Indices fit a byte and are never $FF.",
        )
        if back
        else (
            f"Write a function that expands a sparse table to {size} entries: `pairs` has index and value alternately, an index of 0xFF (or a pair that is not complete) ends it. Indices of {size} and more are skipped, {rule} of several pairs with the same index counts, entries without a pair are `fallback`.",
            f"sparse [index][value]...$FF -> {size} bytes, default `fallback`; {rule} pair wins; indices >= {size} ignored; may also end without $FF",
            f"Exceptions to a default value are stored as pairs of index and value up to $FF or the end of the data. Give me the full table of {size} bytes. {rule[0].upper() + rule[1:]} pair for an index is the valid one, and indices outside of the table mean nothing.",
            f"Expand index/value pairs (end: index $FF, or no whole pair left) over a table of {size} bytes full of `fallback`; duplicates: {rule} one; out of range: ignore.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def groups_of_list(rng: random.Random) -> Made:
    separator, end = rng.choice(((0xFE, 0xFF), (0xFF, 0x00), (0x80, 0xFF)))
    wanted = rng.choice(("sizes", "longest", "where"))
    body = cpp(
        """
        std::vector<int> sizes(1);
        for (uint8_t byte : data) {
          if (byte == @end) break;
          if (byte == @separator) sizes.push_back(0);
          else ++sizes.back();
        }
        @final
        """,
        end=hexadecimal(end),
        separator=hexadecimal(separator),
        final={
            "sizes": "return sizes;",
            "longest": "return std::max_element(sizes.begin(), sizes.end()) - sizes.begin();",
            "where": "",
        }[wanted],
    )
    if wanted == "where":
        body = cpp(
            """
            int group = 0, place = 0;
            for (uint8_t byte : data) {
              if (byte == @end) break;
              if (byte == id) return {group, place};
              ++place;
              if (byte == @separator) {
                ++group;
                place = 0;
              }
            }
            return {};
            """,
            end=hexadecimal(end),
            separator=hexadecimal(separator),
        )

    def oracle(data: list[int], number: int = 0) -> object:
        parts = bytes(data).partition(bytes([end]))[0].split(bytes([separator]))
        if wanted == "where":
            return next(([i, one.index(number)] for i, one in enumerate(parts) if number in one), [])
        sizes = list(map(len, parts))
        return sizes if wanted == "sizes" else sizes.index(max(sizes))

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((separator, r.randrange(1, 8), r.randrange(1, 8))) for _ in range(r.randrange(10)))
        data += r.choice((b"", bytes([end]), bytes([end, 1, 2])))
        return [data, r.randrange(1, 9)] if wanted == "where" else [data]

    goal = {
        "sizes": "how many entries each group has",
        "longest": "the number (from 0) of the group with the most entries, the first of equal ones",
        "where": "the first place where entry `id` stands as two numbers, its group and its place in that group, both from 0 (an empty vector if it is nowhere)",
    }[wanted]
    ident = " `id` is an ordinary entry, no mark." if wanted == "where" else ""
    return Made(
        f"{'int' if wanted == 'longest' else 'std::vector<int>'} @f({BYTES} data{', uint8_t id' if wanted == 'where' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that looks through a list in groups: entries are bytes, 0x{separator:02X} begins the next group, 0x{end:02X} (or the end of the data) closes the list. Groups may be empty, and there is always at least one. Return {goal}.{ident}",
            f"byte list, ${separator:02X} = next group, ${end:02X} or end of data = stop: {goal}{'; id is no mark' if wanted == 'where' else ''}",
            f"An enemy list has waves separated by ${separator:02X} and ends with ${end:02X}, if not with the data. I want {goal}. Without any byte there is one empty wave.{ident}",
            f"Groups in a list are separated by ${separator:02X} (n separators, n + 1 groups, empty ones count); nothing from ${end:02X} on matters. Result: {goal}.{ident}",
        ),
    )


def entries_of_room(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    wide = rng.random() < 0.6
    head = 3 if wide else 2
    wanted = rng.choice(("bytes", "count"))
    room = "(data[at] | data[at + 1] << 8)" if wide else "data[at]"
    count_at = "at + 2" if wide else "at + 1"
    body = cpp(
        """
        for (size_t at = 0; at + @head <= data.size();) {
          const size_t size = @size * data[@count_at];
          if (@room == room) return @found;
          at += @head + size;
        }
        return @none;
        """,
        head=head,
        size=size,
        count_at=count_at,
        room=room,
        found="std::vector<uint8_t>(data.begin() + at + @head, data.begin() + at + @head + size)".replace(
            "@head", str(head)
        )
        if wanted == "bytes"
        else f"data[{count_at}]",
        none="{}" if wanted == "bytes" else "0",
    ).replace("1 * data", "data")

    def oracle(data: list[int], room: int) -> object:
        rest, rooms = list(data), dict[int, list[int]]()
        while rest:
            number, count = int.from_bytes(bytes(rest[: head - 1]), "little"), size * rest[head - 1]
            rooms.setdefault(number, rest[head : head + count])
            rest = rest[head + count :]
        found = rooms.get(room, [])
        return found if wanted == "bytes" else len(found) // size

    def given(r: random.Random) -> list[object]:
        numbers = [0x12, 0x104 if wide else 4, 0x55]
        out = b""
        for _ in range(r.randrange(5)):
            count = r.randrange(4)
            out += r.choice(numbers).to_bytes(head - 1, "little") + bytes([count]) + r.randbytes(count * size)
        return [out, r.choice(numbers)]

    form = f"a room number ({'little-endian word' if wide else 'byte'}), a byte with the number of entries, and these, {size} byte{'s' * (size > 1)} each"
    goal = "the bytes of its entries" if wanted == "bytes" else "how many entries it has"
    none = "an empty vector" if wanted == "bytes" else "0"
    return Made(
        f"{'std::vector<uint8_t>' if wanted == 'bytes' else 'int'} @f({BYTES} data, uint16_t room)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks up a room in a sequence of blocks up to the end of the data: {form}. Return {goal} for the first block of `room`, {none} if there is none. All blocks are complete.",
            f"blocks of [{'room lo][room hi' if wide else 'room'}][count][count x {size} byte{'s' * (size > 1)}]: {goal} of `room` (first block that matches), {none} if absent",
            f"Pot items are stored room by room: {form}; blocks follow each other until the data end. For `room` give {goal}; the first block counts, no block means {none}.",
            f"Find the block of `room` and return {goal} ({none} when the room isn't there). A block is {form}; none is cut off.",
        ),
    )


def unique_entries(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    key = rng.choice(("all", "first"))
    keep_last = rng.random() < 0.4
    width = size if key == "all" else 1
    loop = cpp(
        """
        std::set<std::vector<uint8_t>> seen;
        std::vector<uint8_t> kept;
        for (size_t i = @start) {
          const std::vector<uint8_t> key(list.begin() + i, list.begin() + i + @width);
          if (seen.insert(key).second) kept.insert(@where, list.begin() + i, list.begin() + i + @size);
        }
        const int removed = (list.size() - kept.size()) / @size;
        list = kept;
        return removed;
        """,
        start=f"list.size(); i >= {size};" if keep_last else f"0; i < list.size(); i += {size}",
        width=width,
        size=size,
        where="kept.begin()" if keep_last else "kept.end()",
    )
    body = loop.replace(f"i >= {size};) {{", f"i > 0;) {{\n  i -= {size};")

    def oracle(data: list[int]) -> int:
        rows = _rows(data, size)
        known = {
            tuple(row[:width]): i for i, row in (enumerate(rows) if keep_last else reversed(list(enumerate(rows))))
        }
        stay = sorted(known.values())
        data[:] = [one for i in stay for one in rows[i]]
        return len(rows) - len(stay)

    def given(r: random.Random) -> list[bytes]:
        return [
            b"".join(
                bytes([r.randrange(3)]) + bytes(r.randrange(2) for _ in range(size - 1)) for _ in range(r.randrange(8))
            )
        ]

    same = "all their bytes are equal" if key == "all" else "their first bytes are equal"
    which = "last" if keep_last else "first"
    return Made(
        f"int @f({BUFFER} list)",
        body,
        oracle,
        given,
        (
            f"Write a function that removes duplicates from a list of {size}-byte entries (its size is a multiple of {size}): two entries are the same if {same}, and of several the {which} one stays. The others keep their order, the list gets shorter. Return how many entries were removed.",
            f"dedupe {size}-byte entries in place (same if {same}), keep the {which}, order kept; returns how many went",
            f"After a merge my door list has entries twice. Drop all but the {which} of those that are the same, meaning that {same}; {size} bytes per entry, whole entries only. How many did that remove?",
            f"Remove repeated records ({size} bytes; equal when {same}), leaving the {which} of each, and return the number of records dropped.",
        ),
    )


def insert_sorted_entry(rng: random.Random) -> Made:
    end = 0xFF
    replace = rng.choice(("replace", "behind", "refuse"))
    body = cpp(
        """
        size_t at = 0;
        while (list[at] != 0xFF && list[at] @less key) at += 2;
        @same
        const uint8_t entry[] = {key, value};
        list.insert(list.begin() + at, entry, entry + 2);
        return true;
        """,
        less="<=" if replace == "behind" else "<",
        same={
            "replace": "if (list[at] == key) {\n  list[at + 1] = value;\n  return false;\n}",
            "refuse": "if (list[at] == key) return false;",
            "behind": "",
        }[replace],
    ).replace("\n\n", "\n")
    if replace == "behind":
        body = body.replace("return true;", "return at / 2;")

    def oracle(data: list[int], key: int, value: int) -> object:
        rows: list[list[int]] = []
        while data[2 * len(rows)] != end:
            rows.append(data[2 * len(rows) : 2 * len(rows) + 2])
        tail = data[2 * len(rows) :]
        keys = [row[0] for row in rows]
        result: object = key not in keys
        if replace == "behind":
            result = sum(one <= key for one in keys)
            rows.append([key, value])
        elif key not in keys:
            rows.append([key, value])
        elif replace == "replace":
            rows[keys.index(key)][1] = value
        data[:] = [one for row in sorted(rows, key=lambda row: row[0]) for one in row] + tail
        return result

    def given(r: random.Random) -> list[object]:
        keys = sorted(r.choices(range(8), k=4) if replace == "behind" else r.sample(range(8), r.randrange(6)))
        return [b"".join(bytes([one, r.randrange(256)]) for one in keys) + b"\xff", r.randrange(9), r.randrange(256)]

    told = {
        "replace": "If the key is there already its value is replaced. Return true if an entry was added, false if one was changed",
        "refuse": "If the key is there already nothing changes. Return whether the entry was added",
        "behind": "Entries with the same key stay in front of it. Return the number of the new entry in the list, from 0",
    }[replace]
    kind = "equal keys may occur" if replace == "behind" else "no key occurs twice"
    return Made(
        f"{'int' if replace == 'behind' else 'bool'} @f({BUFFER} list, uint8_t key, uint8_t value)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds an entry to a sorted list. Entries are two bytes, key and value, ascending by key ({kind}), and a byte 0xFF in place of a key ends the list (it is there, and the last byte). The list grows and stays sorted. {told}. `key` is never 0xFF.",
            f"sorted [key][value] list ending with $FF: insert in key order ({kind}). {told}",
            f"The game searches this list by key and relies on its order: ascending keys with a value each, then $FF as last byte; {kind}. Add one. {told}.",
            f"Insert key and value where they belong in an ascending list of such pairs, which ends with $FF ({kind}, the key isn't $FF). {told}.",
        ),
    )


def tail_of_other_list(rng: random.Random) -> Made:
    end = rng.choice((0xFF, 0))
    body = cpp(
        """
        auto length = [&](size_t at) { return std::find(data.begin() + at, data.end(), @end) - data.begin() - at; };
        const size_t size = length(wanted);
        for (size_t start = 0; start < data.size(); ++start)
          if (start != wanted && length(start) == size && std::equal(data.begin() + wanted, data.begin() + wanted + size, data.begin() + start))
            return start;
        return -1;
        """,
        end=hexadecimal(end),
    ).replace("length(start) == size", "size_t(length(start)) == size")

    def oracle(data: list[int], wanted: int) -> int:
        whole = bytes(data)
        need = whole[wanted : whole.index(end, wanted) + 1]
        hits = [i for i in range(len(whole)) if i != wanted and whole[i : i + len(need)] == need]
        return hits[0] if hits else -1

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((1, 2, end)) for _ in range(r.randrange(1, 12))) + bytes([end])
        return [data, r.randrange(len(data))]

    return Made(
        f"int @f({BYTES} data, size_t wanted)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds out whether a list can be shared. Lists consist of bytes up to an end mark 0x{end:02X}, which is the last byte of `data`, and one begins at offset `wanted`. Return the lowest other offset from which on the same bytes follow, up to and with the end mark (it may be in the middle of another list), or -1.",
            f"lowest offset != wanted where the ${end:02X}-terminated list at `wanted` also stands, tails of longer lists included; -1 if nowhere. data ends with ${end:02X}",
            f"To save space a list may be the tail of another one. Is there a second place, anywhere in `data`, where exactly the list at `wanted` (up to its ${end:02X}) can be read? The first such offset, not `wanted` itself, else -1. The last byte is ${end:02X}.",
            f"Tail sharing: look for an offset other than `wanted` at which reading up to ${end:02X} gives the same entries; the lowest, or -1. `data` closes with ${end:02X}.",
        ),
    )


def merge_sorted_lists(rng: random.Random) -> Made:
    end = 0xFF
    once = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> result;
        size_t i = 0, j = 0;
        while (a[i] != 0xFF || b[j] != 0xFF) {
          const uint8_t next = a[i] <= b[j] ? a[i++] : b[j++];@skip
          result.push_back(next);
        }
        result.push_back(0xFF);
        return result;
        """,
        skip="\n  if (!result.empty() && result.back() == next) continue;" if once else "",
    )

    def oracle(a: list[int], b: list[int]) -> list[int]:
        both = a[: a.index(end)] + b[: b.index(end)]
        return [*sorted(set(both) if once else both), end]

    def given(r: random.Random) -> list[bytes]:
        return [
            bytes(sorted(r.randrange(8) for _ in range(r.randrange(6)))) + b"\xff" + r.choice((b"", b"\x03"))
            for _ in range(2)
        ]

    twice = "a value in both (or repeated in one) is written once" if once else "equal values are all kept"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that merges two ascending lists of bytes, each ended by 0xFF (what follows in the vectors is ignored), into one ascending list that ends with 0xFF as well; {twice}.",
            f"merge two sorted $FF-terminated lists into a third; {twice}",
            f"Both teams' flags lists are sorted and end with $FF. I want one sorted list with an $FF at its end; {twice}. Bytes after an end mark are garbage.",
            f"a + b, still ascending, closed by $FF: {twice}. Each input has an $FF somewhere; stop there.",
        ),
    )


RECIPES = (
    insert_in_counted_list,
    remove_from_counted_list,
    move_in_list,
    count_from_mark,
    replace_nth_list,
    counted_lists_valid,
    drop_deleted_entries,
    swap_two_lists,
    marked_last_entry,
    sparse_table,
    groups_of_list,
    entries_of_room,
    unique_entries,
    insert_sorted_entry,
    tail_of_other_list,
    merge_sorted_lists,
)
