"""Bit readers and writers, packed fields, and tables that are grouped, joined, checked, totalled and parsed."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _bits(data: list[int], high: bool) -> str:
    return "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in data)


def bits_at(rng: random.Random) -> Made:
    high = rng.random() < 0.6
    bad = rng.choice(("none", "-1"))
    signed = rng.random() < 0.35
    step = (
        "value = value << 1 | (data[n / 8] >> (7 - n % 8) & 1);"
        if high
        else "value |= (data[n / 8] >> n % 8 & 1) << (n - position);"
    )
    sign = "if (value >> (width - 1) & 1) value -= 1 << width;\n" if signed else ""
    body = f"if (position + width > 8 * data.size()) return {'std::nullopt' if bad == 'none' else '-1'};\nint value = 0;\nfor (size_t n = position; n < position + width; ++n) {step}\n{sign}return value;"
    if signed:
        bad = "none"
        body = body.replace("return -1;", "return std::nullopt;")

    def oracle(data: list[int], position: int, width: int) -> int | None:
        text = _bits(data, high)[position : position + width]
        if not 1 <= width <= 16:
            raise ValueError("width")
        if len(text) < width:
            return None if bad == "none" else -1
        value = int(text if high else text[::-1], 2)
        return value - 2**width if signed and value >= 2 ** (width - 1) else value

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(r.randrange(2, 7))
        width = r.randrange(1, 17)
        last = 8 * len(data) - width
        return [data, r.choice((0, max(last, 0), max(last + 1, 0), r.randrange(8 * len(data)))), width]

    order = (
        "from bit 7 of each byte down, and the first bit read is the highest of the value"
        if high
        else "from bit 0 of each byte up, and the first bit read is the lowest of the value"
    )
    kind = " as a signed (two's complement) number" if signed else ""
    nothing = "an empty optional" if bad == "none" else "-1"
    return Made(
        f"{'std::optional<int>' if bad == 'none' else 'int'} @f({BYTES} data, size_t position, size_t width)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads `width` bits (1 to 16) at bit position `position` of a packed table{kind}. Bits are counted {order}. If they are not all inside the data return {nothing}.",
            f"bit field reader: `width` bits at bit `position`{kind}; {order}; out of range: {nothing}",
            f"How do I get at a field that starts somewhere inside a byte? Bit numbers run {order}. 1 to 16 bits{kind}; {nothing} if the data are too short.",
            f"Level headers of this game are bit-packed. Give me the next `width` bits (16 at most, never 0) from bit `position` on{kind}: {order}. Past the end there is {nothing}.",
        ),
    )


def write_bits_at(rng: random.Random) -> Made:
    high = rng.random() < 0.6
    bit = "0x80 >> n % 8" if high else "1 << n % 8"
    take = "value >> (width - 1 - i) & 1" if high else "value >> i & 1"
    body = cpp(
        """
        if (position + width > 8 * data.size()) return false;
        for (size_t i = 0; i < width; ++i) {
          const size_t n = position + i;
          if (@take) data[n / 8] |= @bit;
          else data[n / 8] &= ~(@bit);
        }
        return true;
        """,
        take=take,
        bit=bit,
    )

    def oracle(data: list[int], position: int, width: int, value: int) -> bool:
        text = _bits(data, high)
        if not 1 <= width <= 16:
            raise ValueError("width")
        if position + width > len(text):
            return False
        new = f"{value % 2**width:0{width}b}"
        text = text[:position] + (new if high else new[::-1]) + text[position + width :]
        parts = [text[i : i + 8] for i in range(0, len(text), 8)]
        data[:] = [int(one if high else one[::-1], 2) for one in parts]
        return True

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(r.randrange(2, 6))
        width = r.randrange(1, 17)
        last = 8 * len(data) - width
        return [
            data,
            r.choice((0, max(last, 0), max(last + 1, 0), r.randrange(8 * len(data)))),
            width,
            r.getrandbits(16),
        ]

    order = (
        "from bit 7 of each byte down; the value's highest bit comes first"
        if high
        else "from bit 0 of each byte up; the value's lowest bit comes first"
    )
    return Made(
        f"bool @f({BUFFER} data, size_t position, size_t width, uint16_t value)",
        body,
        oracle,
        given,
        (
            f"Write a function that stores the lowest `width` bits (1 to 16) of `value` at bit position `position` of a packed table. Bits are counted {order}. All other bits stay. If the field is not completely inside the data, change nothing and return false, otherwise true.",
            f"bit field writer, `width` (1-16) bits of value at bit `position`: {order}; false and untouched if it doesn't fit",
            f"How do I change one field of bit-packed data? It starts at bit `position` and has 1 to 16 bits, counted {order}. Upper bits of `value` are ignored; neighbours must survive. No room: false, no change.",
            f"Editor for bit-packed headers: put `value` (its low `width` bits, at most 16, at least one) to bit `position`, {order}. True if done; false, with the data as before, for a field that runs over the end.",
        ),
    )


def fields_by_widths(rng: random.Random) -> Made:
    high = rng.random() < 0.6
    align = rng.random() < 0.3
    skip = "\n  n = (n + 7) / 8 * 8;" if align else ""
    bit = (
        "value = value << 1 | (data[n / 8] >> (7 - n % 8) & 1);"
        if high
        else "value |= (data[n / 8] >> n % 8 & 1) << i;"
    )
    body = f"std::vector<uint32_t> fields;\nsize_t n = 0;\nfor (uint8_t width : widths) {{\n  uint32_t value = 0;\n  for (int i = 0; i < width; ++i, ++n) {bit}\n  fields.push_back(value);{skip}\n}}\nreturn fields;"

    def oracle(data: list[int], widths: list[int]) -> list[int]:
        text = _bits(data, high)
        out = []
        for width in widths:
            if len(text) < width or width > 31:
                raise ValueError("short")
            part, text = text[:width], text[width:]
            out.append(int((part if high else part[::-1]) or "0", 2))
            if align:
                text = text[len(text) % 8 :]
        return out

    def given(r: random.Random) -> list[bytes]:
        widths = [r.choice((1, 2, 3, 4, 5, 8, 11, 0)) for _ in range(r.randrange(6))]
        need = sum(-(-one // 8) * 8 if align else one for one in widths)
        return [r.randbytes(-(-need // 8) + r.randrange(2)), bytes(widths)]

    order = (
        "highest bit of each byte first, highest bit of each field first"
        if high
        else "lowest bit of each byte first, lowest bit of each field first"
    )
    gap = (
        "; every field starts on a byte, so what is left of the last byte of a field is skipped"
        if align
        else "; fields follow without gaps and may cross bytes"
    )
    return Made(
        f"std::vector<uint32_t> @f({BYTES} data, {BYTES} widths)",
        body,
        oracle,
        given,
        (
            f"Write a function that splits packed data into fields of the given widths in bits (0 to 16; a width of 0 gives 0 and takes nothing). Order: {order}{gap}. The data are long enough.",
            f"unpack bit fields, widths in `widths`: {order}{gap}; width 0 -> 0",
            f"How can I unpack a record when all I know is how many bits each member has? {order[0].upper() + order[1:]}{gap}. There are enough bits; a member of no bits is 0.",
            f"One description for all my bit-packed formats: `widths` lists the bits of each field (up to 16, possibly none, which is 0). Return the values. {order[0].upper() + order[1:]}{gap}.",
        ),
    )


def nibble_steps(rng: random.Random) -> Made:
    high_x = rng.random() < 0.5
    scale = rng.choice((1, 2, 4))
    struct = Struct("Point", (("int", "x"), ("int", "y")))
    a, b = ("step >> 4", "step & 15") if high_x else ("step & 15", "step >> 4")
    times = f" * {scale}" if scale > 1 else ""
    body = cpp(
        """
        auto signed_nibble = [](int n) { return n < 8 ? n : n - 16; };
        std::vector<Point> path;
        for (uint8_t step : steps) {
          start.x += signed_nibble(@a)@times;
          start.y += signed_nibble(@b)@times;
          path.push_back(start);
        }
        return path;
        """,
        a=a,
        b=b,
        times=times,
    )

    def oracle(start: Record, steps: list[int]) -> list[Record]:
        x, y = vars(start).values()
        out = []
        for one in steps:
            first, second = list(f"{one:02x}")
            dx, dy = ((int(n, 16) ^ 8) - 8 for n in ((first, second) if high_x else (second, first)))
            x, y = x + scale * dx, y + scale * dy
            out.append(Record(("x", "y"), (x, y)))
        return out

    who = ("upper", "lower") if high_x else ("lower", "upper")
    unit = f", in units of {scale} pixels" if scale > 1 else " in pixels"
    return Made(
        f"std::vector<Point> @f(Point start, {BYTES} steps)",
        body,
        oracle,
        lambda r: [
            Record(("x", "y"), (r.randrange(-20, 200), r.randrange(200))),
            bytes(r.choice((0x78, 0x87, 0x00, 0xFF, r.randrange(256))) for _ in range(r.randrange(6))),
        ],
        (
            f"Write a function that unrolls a movement path. Each byte is a step: its {who[0]} nibble is the change of x, the {who[1]} one that of y, both signed (-8 to 7){unit}. Return the position after each step, beginning from `start`, which is not part of the result.",
            f"path bytes: {who[0]} nibble dx, {who[1]} nibble dy, two's complement{unit}; -> positions after each step",
            f"How do I draw the route of a flying enemy? A byte per step with dx in the {who[0]} and dy in the {who[1]} nibble, each as 4-bit two's complement{unit}. I need the point reached by every step.",
            f"Cutscene editor: the actor walks by signed nibbles ({who[0]}: x, {who[1]}: y){unit}. From `start`, list where it is after the first step, the second and so on.",
        ),
        (struct,),
    )


def totals_by_key(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    key, value = rng.sample(range(size), 2)
    how = rng.choice(("sum", "max", "last", "count"))
    step = {
        "sum": "total[key] += value;",
        "max": "total[key] = std::max(total[key], value);",
        "last": "total[key] = value;",
        "count": "++total[key];",
    }[how]
    order = rng.random() < 0.5
    loop = (
        f"for (size_t i = 0; i + {size} <= table.size(); i += {size}) {{\n  const int key = table[i + {key}]"
        + (";" if how == "count" else f", value = table[i + {value}];")
        + f"\n  {step}\n}}"
    )
    loop = loop.replace("i + 0]", "i]")
    body = f"std::map<int, int> total;\n{loop}\nstd::vector<int> result;\nfor (auto {'it = total.rbegin(); it != total.rend(); ++it' if order else '[key, value] : total'}) {{\n  result.push_back({'it->first' if order else 'key'});\n  result.push_back({'it->second' if order else 'value'});\n}}\nreturn result;"

    def oracle(table: list[int]) -> list[int]:
        rows = [table[i : i + size] for i in range(0, len(table) - size + 1, size)]
        out = []
        for one in sorted({row[key] for row in rows}, reverse=order):
            values = [row[value] for row in rows if row[key] == one]
            out += [one, {"sum": sum(values), "max": max(values), "last": values[-1], "count": len(values)}[how]]
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(8)):
            row = bytearray(r.randbytes(size))
            row[key] = r.choice((1, 2, 9, 200))
            out += row
        return [out + r.choice((b"", b"\1"))]

    said = {
        "sum": f"the sum of the bytes at offset {value}",
        "max": f"the largest byte at offset {value}",
        "last": f"the byte at offset {value} of the last one",
        "count": "the number",
    }[how]
    way = "highest" if order else "lowest"
    what = rng.choice((("group", "enemies"), ("room", "chests"), ("shop", "wares"), ("area", "sprites")))
    return Made(
        f"std::vector<int> @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that groups the {size}-byte records of a table by the byte at offset {key} and returns, for each value that occurs there, {way} first, this value and {said} of the records that have it, one behind the other. An incomplete record at the end does not count.",
            f"group {size}-byte records by byte {key}: [key, {said}], {way} key first, flat; ignore a partial last record",
            f"{what[1].capitalize()} are kept in records of {size} bytes, with the {what[0]} at offset {key}. For every {what[0]} that occurs I want its number and then {said} of its records, beginning with the {way} {what[0]}. (Left-over bytes at the end are no record.)",
            f"Statistics by {what[0]} (byte {key} of each {size}-byte record): pairs of {what[0]} and {said} of its records in one vector, sorted by {what[0]}, {way} first. Skip a cut-off record.",
        ),
    )


def join_tables(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    value = rng.randrange(1, size)
    missing = rng.choice((0, 0xFF))
    last = rng.random() < 0.4
    loop = f"for (size_t i = 0; i + {size} <= table.size(); i += {size})\n    if (table[i] == id) {{\n      value = table[i + {value}];{'' if last else chr(10) + '      break;'}\n    }}"
    body = f"std::vector<uint8_t> result;\nfor (uint8_t id : ids) {{\n  uint8_t value = {hexadecimal(missing) if missing else 0};\n  {loop}\n  result.push_back(value);\n}}\nreturn result;"

    def oracle(ids: list[int], table: list[int]) -> list[int]:
        known: dict[int, int] = {}
        for i in range(0, len(table) - size + 1, size):
            if last or table[i] not in known:
                known[table[i]] = table[i + value]
        return [known.get(one, missing) for one in ids]

    def given(r: random.Random) -> list[bytes]:
        pool = [1, 2, 7, 0x40, 0xFE]
        return [
            bytes(r.choice(pool) for _ in range(r.randrange(7))),
            b"".join(bytes([r.choice(pool)]) + r.randbytes(size - 1) for _ in range(r.randrange(6))),
        ]

    which = "last" if last else "first"
    what = rng.choice((("sprite", "palette"), ("item", "price"), ("room", "song"), ("enemy", "prize pack")))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} ids, {BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks up the {what[1]} of each {what[0]} in `ids`. `table` has records of {size} bytes: the {what[0]}'s number first, and its {what[1]} at offset {value}. The {which} matching record counts; a {what[0]} without a record gets {missing}.",
            f"ids -> {what[1]}s via {size}-byte records [id{' ...' if value > 1 else ''}, {what[1]} at +{value}], {which} match, default {missing}",
            f"How do I fill the {what[1]} column of my {what[0]} list? Only some have an entry in the table ({size} bytes: number, ..., {what[1]} in byte {value}), others show {missing}. If a number is there twice the {which} entry wins.",
            f"Join: for every id, find the {which} {size}-byte record that starts with it and take its byte {value} ({what[1]}). Nothing found: {missing}. Whole records only come.",
        ),
    )


def check_records(rng: random.Random) -> Made:
    limit_x, limit_id = rng.choice((32, 64)), rng.choice((0x40, 0xF3))
    end = 0xFF
    codes = [1, 2, 3]
    rng.shuffle(codes)
    body = cpp(
        """
        size_t at = 0;
        while (at < data.size() && data[at] != 0xFF) {
          if (at + 3 > data.size()) return @cut;
          if (data[at] >= @x || data[at + 1] >= @x) return @place;
          if (data[at + 2] >= @id) return @kind;
          at += 3;
        }
        return at < data.size() ? 0 : @cut;
        """,
        cut=codes[0],
        place=codes[1],
        kind=codes[2],
        x=limit_x,
        id=hexadecimal(limit_id),
    )

    def oracle(data: list[int]) -> int:
        rest = list(data)
        while rest:
            if rest[0] == end:
                return 0
            row, rest = rest[:3], rest[3:]
            if len(row) < 3:
                return codes[0]
            if max(row[:2]) >= limit_x:
                return codes[1]
            if row[2] >= limit_id:
                return codes[2]
        return codes[0]

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(5)):
            out += bytes(
                [
                    r.choice((0, limit_x - 1, 5, 5, 5, limit_x if r.random() < 0.4 else 1)),
                    r.choice((0, 9, limit_x - 1)),
                    r.choice((0, limit_id - 1, 3, 3, limit_id)),
                ]
            )
        return [r.choice((out + b"\xff", out + b"\xff", out + b"\xff\1", out, out + b"\1"))]

    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that validates an object list: records of three bytes (x, y, id), ended by 0xFF in the place of an x. Both coordinates must be below {limit_x} and the id below 0x{limit_id:02X}. Return 0 for a good list, {codes[1]} for a bad coordinate, {codes[2]} for a bad id, {codes[0]} if the data end within a record or before the 0xFF. The first record with an error decides; in it the order of tests is: complete, coordinates, id. Bytes behind the end mark do not matter.",
            f"validate [x][y][id]... $FF: x, y < {limit_x} else {codes[1]}; id < ${limit_id:02X} else {codes[2]}; data too short {codes[0]}; ok 0; first error in list order wins (within a record: short, coordinates, id)",
            f"Is this object list safe to save? Three bytes an object, FF closes the list. I want 0, or the first problem from the front: {codes[0]} no end or half an object, {codes[1]} x or y of {limit_x} or more, {codes[2]} id of ${limit_id:02X} or more (coordinates are looked at before the id).",
            f"Lint for object data: walk records x, y, id until FF stands where an x should. Report {codes[1]} where a coordinate isn't below {limit_x}, else {codes[2]} where the id isn't below {limit_id}, at the first such record; running out of data, also in mid-record, is {codes[0]}. All well: 0.",
        ),
    )


def overlapping_most(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Span", "Event", "Shift")), (("int", "start"), ("int", "end")))
    n = struct.name
    wanted = rng.choice(("most", "when"))
    closed = rng.random() < 0.5
    body = cpp(
        """
        int most = 0, when = -1;
        for (const @n& one : spans) {
          int active = 0;
          for (const @n& other : spans)
            if (other.start <= one.start && one.start @sign other.end) ++active;
          if (active > most || (active == most && active > 0 && one.start < when)) {
            most = active;
            when = one.start;
          }
        }
        return @result;
        """,
        n=n,
        sign="<=" if closed else "<",
        result=wanted,
    )
    if wanted == "most":
        body = f"int most = 0;\nfor (const {n}& one : spans) {{\n  int active = 0;\n  for (const {n}& other : spans)\n    if (other.start <= one.start && one.start {'<=' if closed else '<'} other.end) ++active;\n  most = std::max(most, active);\n}}\nreturn most;"

    def oracle(spans: list[Record]) -> int:
        tally: Counter[int] = Counter()
        for one in spans:
            start, stop = vars(one).values()
            tally.update(range(start, stop + closed))
        if not tally:
            return 0 if wanted == "most" else -1
        best = max(tally.values())
        return best if wanted == "most" else min(i for i, n_ in tally.items() if n_ == best)

    def given(r: random.Random) -> list[list[Record]]:
        out = []
        for _ in range(r.randrange(7)):
            start = r.randrange(20)
            out.append(Record(("start", "end"), (start, start + r.choice((1, 3, 8)) - closed * r.randrange(2))))
        return [out]

    edge = "end included" if closed else "end not included"
    goal = (
        "how many of them are active at the same time at most (0 if there are none)"
        if wanted == "most"
        else "the first moment at which as many as possible are active (-1 if there are none)"
    )
    return Made(
        f"int @f(const std::vector<{n}>& spans)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns, for spans of time in frames from `start` to `end` ({edge}, none is empty), {goal}. They come in any order.",
            f"spans [start, end{']' if closed else ')'}: {goal}",
            f"How many sound channels does my cutscene need? Each effect plays from frame `start` to `end` ({edge}, at least one frame). Of all of them, tell me {goal}.",
            f"Sprite budget: every sprite is on screen from `start` to `end`, {edge}; there is no order in the list and nobody appears for no time. I look for {goal}.",
        ),
        (struct,),
    )


def swap_word_order(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    start = rng.choice((0, 0, 2))
    step = rng.choice((size, size + 1, size + 2))
    first = f"{start}" if start else "0"
    body = f"int count = 0;\nfor (size_t i = {first}; i + {size} <= data.size(); i += {step}) {{\n  std::reverse(data.begin() + i, data.begin() + i + {size});\n  ++count;\n}}\nreturn count;"

    def oracle(data: list[int]) -> int:
        count, at = 0, start
        while len(data[at : at + size]) == size:
            data[at : at + size] = data[at : at + size][::-1]
            at += step
            count += 1
        return count

    gap = (
        f"; {'one other byte lies' if step == size + 1 else 'two other bytes lie'} between two of them"
        if step > size
        else ", one behind the other"
    )
    begin = f"from offset {start} on" if start else "from the start on"
    return Made(
        f"int @f({BUFFER} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(0, 20))],
        (
            f"Write a function that changes the byte order of {8 * size}-bit numbers in place: {begin} there are numbers of {size} bytes{gap}. One that is not complete at the end stays. Return how many were turned.",
            f"endian swap of {size}-byte values {begin}{gap}; partial one untouched; returns the count",
            f"How do I convert a table that a PC tool wrote with the wrong endianness? Its numbers have {size} bytes each, {begin}{gap}; turn every complete one round and tell me the number of them.",
            f"Big-endian to little-endian and back: reverse the {size} bytes of each number, {begin}{gap}. What is left at the end, too short for a number, isn't touched. Result: how many numbers.",
        ),
    )


def packed_date(rng: random.Random) -> Made:
    names = rng.choice(
        (("year", "month", "day"), ("hour", "minute", "tick"), ("world", "level", "exit"), ("bank", "page", "slot"))
    )
    widths = rng.choice(((7, 4, 5), (5, 6, 5), (3, 7, 6), (4, 8, 4)))
    first_high = rng.random() < 0.5
    order = list(range(3)) if first_high else [2, 1, 0]
    shifts, total = [0] * 3, 0
    for i in order[::-1]:
        shifts[i] = total
        total += widths[i]
    pack = rng.random() < 0.5
    bad = rng.random() < 0.5
    if pack:
        parts = " | ".join(f"{name} << {shift}" if shift else name for name, shift in zip(names, shifts, strict=True))
        test = " || ".join(f"{name} > {2**width - 1}" for name, width in zip(names, widths, strict=True))
        if bad:
            body = f"if ({test}) return std::nullopt;\nreturn {parts};"
        else:
            body = (
                "return "
                + " | ".join(
                    f"({name} & {hexadecimal(2**width - 1)})" + (f" << {shift}" if shift else "")
                    for name, shift, width in zip(names, shifts, widths, strict=True)
                )
                + ";"
            )
        signature = f"{'std::optional<uint16_t>' if bad else 'uint16_t'} @f({', '.join(f'int {one}' for one in names)})"
    else:
        body = (
            "return {"
            + ", ".join(
                f"value >> {shift} & {hexadecimal(2**width - 1)}" if shift else f"value & {hexadecimal(2**width - 1)}"
                for shift, width in zip(shifts, widths, strict=True)
            )
            + "};"
        )
        signature = "std::array<int, 3> @f(uint16_t value)"

    def oracle(*given_: int) -> object:
        if not pack:
            text = f"{given_[0]:016b}"
            out = {}
            for i in order:
                out[i] = int(text[: widths[i]], 2)
                text = text[widths[i] :]
            return [out[i] for i in range(3)]
        if min(given_) < 0:
            raise ValueError("negative")
        if bad and any(one >= 2**width for one, width in zip(given_, widths, strict=True)):
            return None
        return int("".join(f"{given_[i] % 2 ** widths[i]:0{widths[i]}b}" for i in order), 2)

    def given(r: random.Random) -> list[int]:
        if not pack:
            return [r.choice((0, 0xFFFF, 0x8000, r.getrandbits(16), r.getrandbits(16)))]
        return [r.choice((0, 2**width - 1, r.randrange(2**width), r.randrange(2**width), 2**width)) for width in widths]

    layout = ", ".join(f"{names[i]} in bits {shifts[i]}-{shifts[i] + widths[i] - 1}" for i in range(3))
    if pack:
        limit = (
            "if one is too large for its field return an empty optional"
            if bad
            else "only the bits that fit into its field are used of each"
        )
        asks = (
            f"Write a function that packs three numbers into 16 bits: {layout}. They are not negative; {limit}.",
            f"pack {', '.join(names)} into a word ({layout}); {limit}",
            f"How do I store {names[0]}, {names[1]} and {names[2]} in one word? Layout: {layout}. Non-negative values come in, and {limit}.",
            f"My save format has a word with {layout}. Build it; {limit}. (No negative numbers.)",
        )
    else:
        asks = (
            f"Write a function that splits a 16-bit value into {names[0]}, {names[1]} and {names[2]}, returned in this order: {layout}.",
            f"word -> {{{', '.join(names)}}}: {layout}",
            f"How do I read the fields of this word? {layout[0].upper() + layout[1:]}. Return {', '.join(names)}.",
            f"My save format has a word with {layout}. Give me the three numbers, {names[0]} first, then {names[1]} and {names[2]}.",
        )
    return Made(signature, body, oracle, given, asks)


def script_machine(rng: random.Random) -> Made:
    """A little event script: set, add, skip if equal, end."""
    codes = rng.sample(range(1, 9), 4)
    end = rng.choice((0, 0xFF))
    body = cpp(
        """
        uint8_t value = 0;
        for (size_t at = 0; at < script.size() && script[at] != @end;) {
          const int command = script[at], argument = at + 1 < script.size() ? script[at + 1] : 0;
          at += 2;
          if (command == @set) value = argument;
          else if (command == @add) value += argument;
          else if (command == @sub) value = value < argument ? 0 : value - argument;
          else if (command == @skip) at += value == argument ? 2 : 0;
          else return -1;
        }
        return value;
        """,
        end=end if not end else hexadecimal(end),
        set=codes[0],
        add=codes[1],
        sub=codes[2],
        skip=codes[3],
    )

    def oracle(script: list[int]) -> int:
        rest, value = list(script), 0
        while rest and rest[0] != end:
            command, argument, rest = rest[0], (rest[1:2] or [0])[0], rest[2:]
            if command not in codes:
                return -1
            kind = codes.index(command)
            if kind == 3:
                rest = rest[2 * (value == argument) :]
            else:
                value = [argument, (value + argument) % 256, max(value - argument, 0)][kind]
        return value

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(8)):
            out += bytes([r.choice([*codes, *codes, *codes, codes[3], 9]), r.choice((0, 1, 2, 3, 255))])
        return [out + r.choice((b"", bytes([end]), bytes([end, codes[0], 77])))]

    table = f"{codes[0]}: the value becomes the argument; {codes[1]}: add it (8 bits, wrapping); {codes[2]}: subtract it, but not below 0; {codes[3]}: if the value equals it, skip the next two bytes"
    return Made(
        f"int @f({BYTES} script)",
        body,
        oracle,
        given,
        (
            f"Write a function that runs a small event script and returns the final value, a byte that starts as 0. Every command is a byte with one argument byte (taken as 0 where the data end before it). {table}. ${end:02X} in the place of a command, or the end of the data, ends the script; any other command makes the result -1 at once.",
            f"interpreter, value = 0 (8-bit), commands [op][arg]: {table}; ${end:02X} or end of data = stop, else -1; a missing arg is 0",
            f"How do I simulate the counter scripts of my game? Two bytes a step, command and argument. {table}. It stops at ${end:02X} instead of a command or when nothing is left (an argument that's missing counts as 0). An unknown command: return -1.",
            f"Event preview: start with 0 in a byte variable and obey pairs of bytes. {table[0].upper() + table[1:]}. Done at ${end:02X} or at the end of `script`; -1 for what I don't know. A last command without argument uses 0.",
        ),
    )


def runs_of_slope(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    wanted = rng.choice(("longest", "count"))
    sign = ">" if strict else ">="
    if wanted == "longest":
        body = f"int best = 0, run = 0;\nfor (size_t i = 0; i < values.size(); ++i) {{\n  run = i > 0 && values[i] {sign} values[i - 1] ? run + 1 : 1;\n  best = std::max(best, run);\n}}\nreturn best;"
    else:
        body = f"int runs = 0;\nfor (size_t i = 0; i < values.size(); ++i)\n  if (i == 0 || !(values[i] {sign} values[i - 1])) ++runs;\nreturn runs;"

    def oracle(values: list[int]) -> int:
        pieces: list[list[int]] = []
        for one in values:
            if pieces and (one > pieces[-1][-1] or (not strict and one == pieces[-1][-1])):
                pieces[-1].append(one)
            else:
                pieces.append([one])
        return max(map(len, pieces), default=0) if wanted == "longest" else len(pieces)

    rise = "each is larger than the one before" if strict else "none is smaller than the one before"
    goal = (
        "the length of the longest stretch of neighbouring words in which"
        if wanted == "longest"
        else "into how many stretches the table falls, each as long as possible, in which"
    )
    return Made(
        f"int @f({WORDS} values)",
        body,
        oracle,
        lambda r: [[r.choice((0x8000, 0x8010, 0x9000, r.randrange(0x8000, 0x8020))) for _ in range(r.randrange(12))]],
        (
            f"Write a function that returns {goal} {rise} (unsigned); 0 for an empty table.",
            f"{goal} {rise}; empty: 0",
            f"Pointer tables tend to rise. To tell them from other data I want {goal} {rise}. Nothing there: 0.",
            f"Is this a sorted table or several? Tell me {goal} {rise}, as 16-bit unsigned numbers (no words, 0).",
        ),
    )


RECIPES = (
    bits_at,
    write_bits_at,
    fields_by_widths,
    nibble_steps,
    totals_by_key,
    join_tables,
    check_records,
    overlapping_most,
    swap_word_order,
    packed_date,
    script_machine,
    runs_of_slope,
)
