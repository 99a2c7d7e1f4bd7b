"""Tables of packed records: twelve-bit pairs, extra high bits, fields across bytes, mixed radix; widened, compared, checked."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _rows(data: list[int], size: int) -> list[list[int]]:
    return [data[i : i + size] for i in range(0, len(data) - size + 1, size)]


_TWELVE = {
    "low": "the first number is byte 0 and, as its upper four bits, the lower nibble of byte 1; the second is the upper nibble of byte 1, as its lower four bits, and byte 2",
    "high": "the first number is byte 0, as its upper eight bits, and the upper nibble of byte 1; the second is the lower nibble of byte 1, as its upper four bits, and byte 2",
}


def _twelve(a: int, b: int, order: str) -> list[int]:
    if order == "low":
        return list((a | b << 12).to_bytes(3, "little"))
    return list((a << 12 | b).to_bytes(3, "big"))


def twelve_bit_pairs(rng: random.Random) -> Made:
    order = rng.choice(("low", "high"))
    back = rng.random() < 0.5
    if back:
        parts = (
            "a & 0xFF, a >> 8 | (b & 15) << 4, b >> 4" if order == "low" else "a >> 4, (a & 15) << 4 | b >> 8, b & 0xFF"
        )
        body = cpp(
            """
            std::vector<uint8_t> data;
            for (size_t i = 0; i < numbers.size(); i += 2) {
              const int a = numbers[i] & 0xFFF, b = i + 1 < numbers.size() ? numbers[i + 1] & 0xFFF : 0;
              for (int byte : {@parts}) data.push_back(byte);
            }
            return data;
            """,
            parts=parts,
        )
    else:
        one, two = (
            ("data[i] | (data[i + 1] & 15) << 8", "data[i + 1] >> 4 | data[i + 2] << 4")
            if order == "low"
            else ("data[i] << 4 | data[i + 1] >> 4", "(data[i + 1] & 15) << 8 | data[i + 2]")
        )
        body = cpp(
            """
            std::vector<uint16_t> numbers;
            for (size_t i = 0; i + 3 <= data.size(); i += 3) {
              numbers.push_back(@one);
              numbers.push_back(@two);
            }
            return numbers;
            """,
            one=one,
            two=two,
        )

    def oracle(values: list[int]) -> list[int]:
        if back:
            padded = [one % 4096 for one in values] + [0] * (len(values) % 2)
            return [x for a, b in zip(padded[::2], padded[1::2], strict=True) for x in _twelve(a, b, order)]
        out = []
        for row in _rows(values, 3):
            number = int.from_bytes(bytes(row), "little" if order == "low" else "big")
            out += [number % 4096, number >> 12] if order == "low" else [number >> 12, number % 4096]
        return out

    how = _TWELVE[order]
    asks = (
        (
            f"Write a function that packs numbers with 12 bits each, two in three bytes: {how}. Higher bits of the numbers are dropped; if their count is odd the missing one is 0.",
            f"12-bit packing, 2 numbers -> 3 bytes: {how}; odd count: pad with 0; mask to 12 bits",
            f"My table of tile numbers should take 1.5 bytes an entry. In each three bytes {how}. Only the lowest 12 bits count, and a 0 is added for an odd count.",
            f"Pack `numbers` as 12-bit pairs. {how[0].upper() + how[1:]}. Fill up with a zero if need be.",
        )
        if back
        else (
            f"Write a function that unpacks 12-bit numbers, of which three bytes hold two: {how}. One or two bytes left at the end are ignored.",
            f"3 bytes -> two 12-bit numbers: {how}; ignore a rest",
            f"A table has 1.5 bytes per entry. In every three bytes {how}. Return all numbers of whole groups of three bytes.",
            f"Unpack 12-bit pairs. {how[0].upper() + how[1:]}. What doesn't fill three bytes is no group.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} numbers)" if back else f"std::vector<uint16_t> @f({BYTES} data)",
        body,
        oracle,
        (lambda r: [[r.choice((0, 0xFFF, 0x1234, r.randrange(4096))) for _ in range(r.randrange(7))]])
        if back
        else (lambda r: [r.randbytes(r.randrange(11))]),
        asks,
    )


def one_twelve_bit_entry(rng: random.Random) -> Made:
    order = rng.choice(("low", "high"))
    write = rng.random() < 0.6
    if order == "low":
        get = "return index % 2 == 0 ? table[at] | (table[at + 1] & 15) << 8 : table[at + 1] >> 4 | table[at + 2] << 4;"
        put = "if (index % 2 == 0) {\n  table[at] = value;\n  table[at + 1] = (table[at + 1] & 0xF0) | (value >> 8 & 15);\n} else {\n  table[at + 1] = (table[at + 1] & 0x0F) | (value & 15) << 4;\n  table[at + 2] = value >> 4;\n}"
    else:
        get = "return index % 2 == 0 ? table[at] << 4 | table[at + 1] >> 4 : (table[at + 1] & 15) << 8 | table[at + 2];"
        put = "if (index % 2 == 0) {\n  table[at] = value >> 4;\n  table[at + 1] = (table[at + 1] & 0x0F) | (value & 15) << 4;\n} else {\n  table[at + 1] = (table[at + 1] & 0xF0) | (value >> 8 & 15);\n  table[at + 2] = value;\n}"
    body = "const size_t at = index / 2 * 3;\n" + (put if write else get)

    def oracle(table: list[int], index: int, value: int = 0) -> int:
        at = index // 2 * 3
        number = int.from_bytes(bytes(table[at : at + 3]), "little" if order == "low" else "big")
        pair = [number % 4096, number >> 12] if order == "low" else [number >> 12, number % 4096]
        old = pair[index % 2]
        if write:
            pair[index % 2] = value % 4096
            table[at : at + 3] = _twelve(pair[0], pair[1], order)
        return old

    def given(r: random.Random) -> list[object]:
        groups = r.randrange(1, 4)
        return [
            r.randbytes(3 * groups),
            r.randrange(2 * groups),
            *([r.choice((0, 0xFFF, 0x1ABC, r.randrange(4096)))] if write else []),
        ]

    how = _TWELVE[order]
    asks = (
        (
            f"Write a function that changes entry `index` of a table of 12-bit numbers to the lowest 12 bits of `value`. Three bytes hold two entries: {how}. The other entry of the three bytes must not change; the index is valid.",
            f"set one 12-bit entry; {how}; neighbour untouched",
            f"Editing a table with 1.5 bytes per entry: store `value` (12 bits of it) as number `index`. In three bytes {how}. The entry exists.",
            f"table[index] = value & 0xFFF for packed 12-bit pairs: {how}.",
        )
        if write
        else (
            f"Write a function that reads entry `index` (it exists) of a table of 12-bit numbers. Three bytes hold two entries: {how}.",
            f"n-th 12-bit entry; {how}",
            f"Random access in a table with 1.5 bytes per entry: entry `index`, counted from 0 and valid. In three bytes {how}.",
            f"Fetch a 12-bit value by index from packed pairs ({how}).",
        )
    )
    return Made(
        f"void @f({BUFFER} table, size_t index, uint16_t value)"
        if write
        else f"uint16_t @f({BYTES} table, size_t index)",
        body,
        oracle,
        given,
        asks,
    )


def extra_high_bits(rng: random.Random) -> Made:
    bits = rng.choice((1, 2))
    per = 8 // bits
    high_first = rng.random() < 0.4
    way = rng.choice(("read", "join", "split"))
    shift = f"({per - 1} - i % {per})" if high_first else f"(i % {per})"
    shift = f"{bits} * {shift}" if bits > 1 else shift
    mask = (1 << bits) - 1
    if way == "join":
        body = f"std::vector<uint16_t> numbers;\nfor (size_t i = 0; i < low.size(); ++i) numbers.push_back(low[i] | (high[i / {per}] >> {shift} & {mask}) << 8);\nreturn numbers;"
        signature = f"std::vector<uint16_t> @f({BYTES} low, {BYTES} high)"
    elif way == "split":
        body = f"std::vector<uint8_t> table(numbers.size() + (numbers.size() + {per - 1}) / {per});\nfor (size_t i = 0; i < numbers.size(); ++i) {{\n  table[i] = numbers[i] & 0xFF;\n  table[numbers.size() + i / {per}] |= (numbers[i] >> 8 & {mask}) << {shift};\n}}\nreturn table;"
        signature = f"std::vector<uint8_t> @f({WORDS} numbers)"
    else:
        body = f"return table[i] | (table[count + i / {per}] >> {shift} & {mask}) << 8;"
        signature = f"uint16_t @f({BYTES} table, size_t count, size_t i)"

    def fields(high: list[int]) -> list[int]:
        out = []
        for one in high:
            parts = [one >> bits * k & mask for k in range(per)]
            out += parts[::-1] if high_first else parts
        return out

    def oracle(first: list[int], *more: object) -> object:
        if way == "join":
            [high] = more
            assert isinstance(high, list)
            return [one + 256 * fields(high)[i] for i, one in enumerate(first)]
        if way == "read":
            count, i = map(int, map(str, more))
            return first[i] + 256 * fields(first[count:])[i]
        tops = [one // 256 % (mask + 1) for one in first]
        tops += [0] * (-len(tops) % per)
        packed = []
        for row in _rows(tops, per):
            packed.append(sum(one << bits * k for k, one in enumerate(row[::-1] if high_first else row)))
        return [one % 256 for one in first] + packed

    def given(r: random.Random) -> list[object]:
        count = r.choice((1, per, per + 1, r.randrange(1, 12)))
        low, high = r.randbytes(count), r.randbytes((count + per - 1) // per)
        if way == "split":
            return [[r.randrange(256 << bits) for _ in range(r.choice((0, count)))]]
        return [low, high] if way == "join" else [low + high, count, r.randrange(count)]

    order = "the first in the highest bits" if high_first else "the first in the lowest bits"
    what = "bit 8" if bits == 1 else "bits 8 and 9"
    form = f"first the low bytes of all numbers, then {what} of all of them, packed {per} numbers to a byte, {order}"
    asks = {
        "join": (
            f"Write a function that joins {8 + bits}-bit numbers: `low` has the low byte of each, `high` has {what} of each, {per} numbers to a byte, {order}. There are as many numbers as low bytes; `high` is long enough.",
            f"low[i] plus {what} from packed `high` ({per} per byte, {order}) -> words",
            f"The table is stored in two parts: low bytes, and {what} packed {per} to a byte ({order}). Give me whole numbers, one for each low byte.",
            f"Combine low bytes with their packed high {'bit' if bits == 1 else 'bits'}: {per} entries per byte of `high`, {order}.",
        ),
        "split": (
            f"Write a function that stores numbers of {8 + bits} bits: {form}. Unused bits of the last byte are 0; there are no higher bits in the numbers.",
            f"{8 + bits}-bit numbers -> {form}; pad with 0",
            f"To save space my table is split: {form}. Build it from the numbers (below {256 << bits}), with zeros in what is left of the last byte.",
            f"Serialise `numbers` (all < {256 << bits}): {form}. Zero bits fill the end.",
        ),
        "read": (
            f"Write a function that reads number `i` of a table with `count` numbers of {8 + bits} bits: {form}. `i` is below `count`.",
            f"table: {form} (count numbers) -> number i",
            f"How do I get one entry out of this table? It has {form}; `count` entries, `i` is one of them.",
            f"Entry i of `count` {8 + bits}-bit entries stored as {form}.",
        ),
    }[way]
    return Made(signature, body, oracle, given, asks)


_STATS = (
    (("hp", 10), ("attack", 7), ("defense", 7)),
    (("price", 14), ("kind", 5), ("uses", 5)),
    (("x", 9), ("y", 9), ("type", 6)),
    (("tile", 10), ("palette", 3), ("frames", 3)),
)


def record_to_number(rng: random.Random) -> Made:
    fields = rng.choice(_STATS)
    struct = Struct(rng.choice(("Stats", "Entry", "Packed")), tuple((name, "u16")[::-1] for name, _ in fields))
    n = struct.name
    names = [name for name, _ in fields]
    total = sum(bits for _, bits in fields)
    count = total // 8
    clamp = rng.random() < 0.5
    low_first = rng.random() < 0.5
    back = rng.random() < 0.5
    shifts, at = {}, 0
    for name, bits in fields if low_first else fields[::-1]:
        shifts[name] = at
        at += bits
    if back:
        join = " | ".join(f"data[at + {i}] << {8 * i}" if i else "data[at]" for i in range(count))
        parts = ", ".join(
            f"uint16_t(bits >> {shifts[name]} & {hexadecimal((1 << width) - 1)})"
            if shifts[name]
            else f"uint16_t(bits & {hexadecimal((1 << width) - 1)})"
            for name, width in fields
        )
        body = f"const uint32_t bits = {join};\nreturn {{{parts}}};"
        signature = f"{n} @f({BYTES} data, size_t at)"
    else:
        lines = []
        for name, width in fields:
            top = hexadecimal((1 << width) - 1)
            value = f"std::min<uint32_t>(one.{name}, {top})" if clamp else f"uint32_t(one.{name} & {top})"
            lines.append(f"{value} << {shifts[name]}" if shifts[name] else value)
        body = (
            "const uint32_t bits = "
            + " |\n    ".join(lines)
            + ";\n"
            + "return {"
            + ", ".join(f"uint8_t(bits >> {8 * i})" if i else "uint8_t(bits)" for i in range(count))
            + "};"
        )
        signature = f"std::vector<uint8_t> @f(const {n}& one)"

    def oracle(given: object, at: int = 0) -> object:
        if back:
            assert isinstance(given, list)
            text = "".join(f"{one:08b}" for one in given[at : at + count][::-1])
            values, order = {}, fields[::-1] if low_first else fields
            for name, width in order:
                values[name], text = int(text[:width], 2), text[width:]
            return Record(names, [values[name] for name in names])
        text = ""
        for name, width in fields[::-1] if low_first else fields:
            value = vars(given)[name]
            text += f"{min(value, (1 << width) - 1) if clamp else value % (1 << width):0{width}b}"
        return int(text, 2).to_bytes(count, "little")

    def given(r: random.Random) -> list[object]:
        if back:
            at = r.randrange(3)
            return [r.randbytes(at + count + r.randrange(2)), at]
        return [
            Record(
                names,
                [r.choice((0, (1 << width) - 1, r.randrange(1 << width), (1 << width) + 3)) for _, width in fields],
            )
        ]

    layout = ", ".join(f"`{name}` in bits {shifts[name]}-{shifts[name] + width - 1}" for name, width in fields)
    over = "a value too large is stored as the largest one" if clamp else "higher bits of a value are dropped"
    asks = (
        (
            f"Write a function that reads a packed record of {count} bytes at offset `at` (inside the data): as a little-endian number it has {layout}.",
            f"{count}-byte LE record at `at`: {layout}",
            f"Unpack an entry of my table. Its {count} bytes, low byte first, are a number with {layout}. It is completely inside `data`.",
            f"Decode {total} bits, little-endian: {layout}.",
        )
        if back
        else (
            f"Write a function that packs a record into {count} bytes, a little-endian number with {layout}; {over}.",
            f"struct -> {count} bytes LE: {layout}; {over}",
            f"My table stores an entry in {count} bytes: {layout} of a number, low byte first. Pack one; {over}.",
            f"Encode the fields into {total} bits ({layout}), least significant byte first; {over}.",
        )
    )
    return Made(signature, body, oracle, given, asks, (struct,))


def mixed_radix(rng: random.Random) -> Made:
    radices = rng.choice(((10, 4, 6), (3, 5, 7), (8, 10, 3), (5, 5, 5, 2)))
    back = rng.random() < 0.5
    first_low = rng.random() < 0.5
    listed = ", ".join(map(str, radices))
    if back:
        loop = (
            "for (int radix : {@r}) {\n  digits.push_back(number % radix);\n  number /= radix;\n}"
            if first_low
            else "for (int radix : {@q}) {\n  digits.insert(digits.begin(), number % radix);\n  number /= radix;\n}"
        )
        body = (
            "std::vector<uint8_t> digits;\n"
            + loop.replace("@r", listed).replace("@q", ", ".join(map(str, radices[::-1])))
            + "\nreturn digits;"
        )
        signature = "std::vector<uint8_t> @f(uint16_t number)"
    else:
        body = cpp(
            """
            const int radices[] = {@listed};
            int number = 0;
            for (size_t i = @start) {
              if (digits[i] >= radices[i]) return -1;
              number = number * radices[i] + digits[i];
            }
            return number;
            """,
            listed=listed,
            start=f"{len(radices)}; i-- > 0;" if first_low else f"0; i < {len(radices)}; ++i",
        )
        signature = f"int @f({BYTES} digits)"

    weights = {}
    weight = 1
    for i in range(len(radices)) if first_low else reversed(range(len(radices))):
        weights[i] = weight
        weight *= radices[i]
    limit = weight

    def oracle(given: object) -> object:
        if back:
            assert isinstance(given, int)
            return [given // weights[i] % radices[i] for i in range(len(radices))]
        assert isinstance(given, list)
        if any(a >= b for a, b in zip(given, radices, strict=False)):
            return -1
        return sum(given[i] * weights[i] for i in range(len(radices)))

    def given(r: random.Random) -> list[object]:
        if back:
            return [r.randrange(limit)]
        return [
            bytes(
                r.choice((0, one - 1, r.randrange(one), r.randrange(one), one if r.random() < 0.2 else 0))
                for one in radices
            )
        ]

    choices = f"{len(radices)} settings with {listed} possible values"
    formula = " + ".join(f"{weights[i]} * s{i}" if weights[i] > 1 else f"s{i}" for i in range(len(radices)))
    asks = (
        (
            f"Write a function that unpacks {choices} from one number, which is {formula} (s0 is the first setting). The number is below {limit}.",
            f"number < {limit} = {formula} -> s0, s1, ... (0 <= s < {listed})",
            f"A password byte string holds {choices} as a single number: {formula}. Give me the settings s0, s1 and so on; the number is valid (below {limit}).",
            f"Undo mixed radix packing: {formula}, radices {listed}; input below {limit}.",
        )
        if back
        else (
            f"Write a function that packs {choices} into one number: {formula} (s0 is the first). `digits` has {len(radices)} values; if one is not possible (equal to its number of values or more) return -1.",
            f"mixed radix {listed}: {formula}; -1 if a digit is too large",
            f"To keep passwords short I store {choices} as {formula}. Compute it from the settings in `digits` ({len(radices)} of them), -1 if any is out of range.",
            f"digits (s0, s1, ...; limits {listed}) -> {formula}, or -1 for a digit that reaches its limit.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def spread_bits(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    y_low = rng.random() < 0.3
    a, b = ("2 * i + 1", "2 * i") if y_low else ("2 * i", "2 * i + 1")
    if back:
        body = f"uint8_t x = 0, y = 0;\nfor (int i = 0; i < 8; ++i) {{\n  x |= (code >> ({a}) & 1) << i;\n  y |= (code >> ({b}) & 1) << i;\n}}\nreturn {{x, y}};".replace(
            "(2 * i)", "2 * i"
        )
        signature = "std::vector<uint8_t> @f(uint16_t code)"
    else:
        body = f"uint16_t code = 0;\nfor (int i = 0; i < 8; ++i) code |= (x >> i & 1) << ({a}) | (y >> i & 1) << ({b});\nreturn code;".replace(
            "(2 * i)", "2 * i"
        )
        signature = "uint16_t @f(uint8_t x, uint8_t y)"

    def oracle(*values: int) -> object:
        if back:
            text = f"{values[0]:016b}"
            even, odd = int(text[1::2], 2), int(text[::2], 2)
            return [odd, even] if y_low else [even, odd]
        x, y = (f"{one:08b}" for one in values)
        first, second = (x, y) if y_low else (y, x)
        return int("".join(p + q for p, q in zip(first, second, strict=True)), 2)

    low, high = ("y", "x") if y_low else ("x", "y")
    asks = (
        (
            f"Write a function that separates interleaved bits: bit 2i of `code` is bit i of {low}, bit 2i + 1 is bit i of {high}. Return x, then y.",
            f"deinterleave 16 bits: even bits -> {low}, odd bits -> {high}; result x, y",
            f"The map is stored in Z order: even bits of an index are those of {low}, odd ones those of {high}. Which x and y belong to `code`?",
            f"Morton decode ({low} in the even bits), as two bytes x and y.",
        )
        if back
        else (
            f"Write a function that interleaves the bits of two bytes: bit i of {low} becomes bit 2i of the result, bit i of {high} bit 2i + 1.",
            f"16-bit Morton code, {low} in the even bits, {high} in the odd bits",
            f"I'd like to store my map in Z order. The index of (x, y) has the bits of {low} at even places and those of {high} at odd ones.",
            f"bit-interleave x and y: ...{high}1 {low}1 {high}0 {low}0",
        )
    )
    return Made(
        signature,
        body,
        oracle,
        (lambda r: [r.choice((0xFFFF, 0x5555, 1, 2, r.randrange(65536)))])
        if back
        else (lambda r: [r.choice((0, 1, 255, r.randrange(256))), r.choice((0, 128, 255, r.randrange(256)))]),
        asks,
    )


def changed_fields(rng: random.Random) -> Made:
    wanted = rng.choice(("mask", "rows", "counts"))
    sizes = rng.choice(((2, 1, 1), (1, 1, 2, 1), (3, 1), (1, 2, 2)))
    total = sum(sizes)
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    body = cpp(
        """
        const int sizes[] = {@sizes};
        @head
        for (size_t row = 0; row + @total <= before.size(); row += @total) {
          @start
          size_t at = row;
          for (int field = 0; field < @count; at += sizes[field++])
            if (!std::equal(before.begin() + at, before.begin() + at + sizes[field], after.begin() + at)) @step;
          @finish
        }
        return result;
        """,
        sizes=", ".join(map(str, sizes)),
        head={
            "mask": "std::vector<int> result;",
            "rows": "std::vector<int> result;",
            "counts": f"std::vector<int> result({len(sizes)});",
        }[wanted],
        total=total,
        count=len(sizes),
        start="" if wanted == "counts" else "int mask = 0;",
        step="++result[field]" if wanted == "counts" else "mask |= 1 << field",
        finish={"mask": "result.push_back(mask);", "rows": f"if (mask) result.push_back(row / {total});", "counts": ""}[
            wanted
        ],
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(before: list[int], after: list[int]) -> list[int]:
        masks = []
        for a, b in zip(_rows(before, total), _rows(after, total), strict=True):
            masks.append(
                sum(
                    (a[at : at + n] != b[at : at + n]) << i for i, (at, n) in enumerate(zip(starts, sizes, strict=True))
                )
            )
        if wanted == "mask":
            return masks
        if wanted == "rows":
            return [i for i, one in enumerate(masks) if one]
        return [sum(one >> i & 1 for one in masks) for i in range(len(sizes))]

    def given(r: random.Random) -> list[bytes]:
        before = r.randbytes(total * r.randrange(5))
        return [before, bytes(one if r.random() < 0.75 else r.randrange(256) for one in before)]

    form = f"records of {total} bytes with {len(sizes)} fields of {', '.join(map(str, sizes))} bytes"
    goal = {
        "mask": "for each record a number whose bit i tells whether field i (from 0) differs",
        "rows": "the numbers of the records that differ in some field, ascending",
        "counts": "for each field in how many records it differs",
    }[wanted]
    return Made(
        f"std::vector<int> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that compares two versions of a table, {form} in this order, and returns {goal}. Both have the same size, a multiple of {total}.",
            f"table diff ({form}): {goal}",
            f"What did my edits change? `before` and `after` are whole tables of equal size: {form}. I need {goal}.",
            f"Compare record by record ({form}, same number in both) and give {goal}.",
        ),
    )


def first_out_of_range(rng: random.Random) -> Made:
    wanted = rng.choice(("first", "list", "fix"))
    body = {
        "first": "for (size_t i = 0; i < table.size(); ++i)\n  if (table[i] < low[i % low.size()] || table[i] > high[i % low.size()]) return i / low.size();\nreturn -1;",
        "list": "std::vector<int> bad;\nfor (size_t i = 0; i < table.size(); ++i) {\n  const int row = i / low.size();\n  const bool wrong = table[i] < low[i % low.size()] || table[i] > high[i % low.size()];\n  if (wrong && (bad.empty() || bad.back() != row)) bad.push_back(row);\n}\nreturn bad;",
        "fix": "int changed = 0;\nfor (size_t i = 0; i < table.size(); ++i) {\n  const uint8_t good = std::clamp(table[i], low[i % low.size()], high[i % low.size()]);\n  changed += good != table[i];\n  table[i] = good;\n}\nreturn changed;",
    }[wanted]

    def oracle(table: list[int], low: list[int], high: list[int]) -> object:
        size = len(low)
        bad = []
        changed = 0
        for row in range(len(table) // size):
            values = table[row * size : row * size + size]
            fixed = [sorted((a, x, b))[1] for a, x, b in zip(low, values, high, strict=True)]
            if fixed != values:
                bad.append(row)
                changed += sum(x != y for x, y in zip(values, fixed, strict=True))
                if wanted == "fix":
                    table[row * size : row * size + size] = fixed
        return {"first": bad[0] if bad else -1, "list": bad, "fix": changed}[wanted]

    def given(r: random.Random) -> list[bytes]:
        size = r.randrange(1, 4)
        low = bytes(r.randrange(4) for _ in range(size))
        high = bytes(one + r.randrange(9) for one in low)
        rows = [
            one if r.random() < 0.8 else r.randrange(14)
            for _ in range(r.randrange(5))
            for one in (r.randrange(a, b + 1) for a, b in zip(low, high, strict=True))
        ]
        return [bytes(rows), low, high]

    goal = {
        "first": "returns the number of the first record with a value out of bounds, or -1",
        "list": "returns the numbers of all records with a value out of bounds, ascending and each once",
        "fix": "brings every value that is out of bounds to the nearest bound, and returns how many values that were",
    }[wanted]
    returns = {"first": "int", "list": "std::vector<int>", "fix": "int"}[wanted]
    return Made(
        f"{returns} @f({BUFFER if wanted == 'fix' else BYTES} table, {BYTES} low, {BYTES} high)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a table of records by bounds for each byte: byte i of a record must be low[i] to high[i], inclusive. A record has as many bytes as `low` (and `high`), at least one; there are only whole records. It {goal}.",
            f"records of low.size() bytes, low[i] <= byte i <= high[i]: {goal}",
            f"Before saving I validate my enemy table. `low` and `high` have the limits for each byte of a record (inclusive), and the table is a multiple of their length. The function {goal}.",
            f"Per-field limits, one byte per field: {goal}. Bounds are inclusive, low[i] <= high[i], records are complete.",
        ),
    )


def widen_records(rng: random.Random) -> Made:
    old = rng.choice((2, 3, 4, 5))
    at = rng.randrange(old + 1)
    drop = rng.random() < 0.4 and old > 2
    if drop:
        at = rng.randrange(old)
        body = f"std::vector<uint8_t> result;\nfor (size_t i = 0; i < table.size(); ++i)\n  if (i % {old} != {at}) result.push_back(table[i]);\nreturn result;"
    else:
        body = f"std::vector<uint8_t> result;\nfor (size_t i = 0; i + {old} <= table.size(); i += {old}) {{\n  result.insert(result.end(), table.begin() + i, table.begin() + i + {at});\n  result.push_back(value);\n  result.insert(result.end(), table.begin() + i + {at}, table.begin() + i + {old});\n}}\nreturn result;"
        if at == 0:
            body = body.replace(
                "  result.insert(result.end(), table.begin() + i, table.begin() + i + 0);\n", ""
            ).replace("table.begin() + i + 0,", "table.begin() + i,")
        if at == old:
            body = body.replace(
                f"  result.insert(result.end(), table.begin() + i + {old}, table.begin() + i + {old});\n", ""
            )

    def oracle(table: list[int], value: int = 0) -> list[int]:
        out: list[int] = []
        for row in _rows(table, old):
            if drop:
                row.pop(at)
            else:
                row.insert(at, value)
            out += row
        return out

    where = f"as byte {at} of each record" if not drop else ""
    asks = (
        (
            f"Write a function that removes a field from a table: records of {old} bytes (whole ones only) lose byte {at}, counted from 0. Return the smaller table.",
            f"drop byte {at} of every {old}-byte record",
            f"My engine no longer needs byte {at} (from 0) of its {old}-byte entries. Give me the table without it; it has only complete entries.",
            f"{old}-byte records -> {old - 1}-byte records without byte {at}. No incomplete records occur.",
        )
        if drop
        else (
            f"Write a function that adds a field to a table: records of {old} bytes get one more byte with the value `value` {where}, counted from 0{' (so it comes last)' if at == old else ''}. Bytes at the end that are no whole record are dropped.",
            f"insert `value` {where}, {old} -> {old + 1} bytes; drop an incomplete record",
            f"For a new feature each entry of the table ({old} bytes) needs another byte, {where.removeprefix('as ')} (counting from 0), at first `value` everywhere. An incomplete entry at the end is left out.",
            f"Widen {old}-byte records to {old + 1}: new byte {at} = `value`, the others in their order; partial last record ignored.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} table{'' if drop else ', uint8_t value'})",
        body,
        oracle,
        lambda r: [
            r.randbytes(old * r.randrange(5) + (0 if drop else r.choice((0, 0, 1)))),
            *([] if drop else [r.choice((0, 0xFF, 7))]),
        ],
        asks,
    )


def move_field(rng: random.Random) -> Made:
    size = rng.choice((3, 4, 5))
    a, b = rng.sample(range(size), 2)
    rotate = rng.random() < 0.5
    if rotate:
        inner = (
            f"std::rotate(row + {a}, row + {a + 1}, row + {b + 1});"
            if a < b
            else f"std::rotate(row + {b}, row + {a}, row + {a + 1});"
        )
    else:
        inner = f"std::swap(row[{a}], row[{b}]);"
    inner = inner.replace("row + 0,", "row,")
    body = f"for (size_t i = 0; i + {size} <= table.size(); i += {size}) {{\n  uint8_t* row = &table[i];\n  {inner}\n}}"

    def oracle(table: list[int]) -> None:
        for i in range(len(table) // size):
            row = table[i * size : i * size + size]
            if rotate:
                row.insert(b, row.pop(a))
            else:
                row[a], row[b] = row[b], row[a]
            table[i * size : i * size + size] = row

    goal = (
        f"byte {a} becomes byte {b}, and the bytes in between shift by one to make room"
        if rotate
        else f"bytes {a} and {b} trade places"
    )
    return Made(
        f"void @f({BUFFER} table)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(3 * size + 2))],
        (
            f"Write a function that rearranges the fields of a table with records of {size} bytes: in each whole record {goal} (counted from 0). Bytes at the end that are no whole record stay.",
            f"every {size}-byte record: {goal}; leave an incomplete one",
            f"The new format has the same {size} bytes per entry in another order: {goal}. Convert the table in place, whole entries only; byte numbers start at 0.",
            f"Reorder record fields in place. Record: {size} bytes; {goal}. A partial record at the end isn't touched.",
        ),
    )


def two_bit_states(rng: random.Random) -> Made:
    low = rng.random() < 0.6
    wanted = rng.choice(("count", "first", "advance"))
    shift = "2 * (i % 4)" if low else "6 - 2 * (i % 4)"
    if wanted == "count":
        body = f"std::vector<int> counts(4);\nfor (int i = 0; i < entries; ++i) ++counts[data[i / 4] >> ({shift}) & 3];\nreturn counts;"
        signature = f"std::vector<int> @f({BYTES} data, int entries)"
    elif wanted == "first":
        body = (
            f"for (int i = 0; i < entries; ++i)\n  if ((data[i / 4] >> ({shift}) & 3) == state) return i;\nreturn -1;"
        )
        signature = f"int @f({BYTES} data, int entries, int state)"
    else:
        body = f"const int shift = {shift};\nconst int state = data[i / 4] >> shift & 3;\nif (state == 3) return false;\ndata[i / 4] += 1 << shift;\nreturn true;"
        signature = f"bool @f({BUFFER} data, int i)"

    def states(data: list[int]) -> list[int]:
        out = []
        for one in data:
            parts = [one % 4, one // 4 % 4, one // 16 % 4, one // 64]
            out += parts if low else parts[::-1]
        return out

    def oracle(data: list[int], number: int, state: int = 0) -> object:
        every = states(data)
        if wanted == "count":
            return [every[:number].count(k) for k in range(4)]
        if wanted == "first":
            return every[:number].index(state) if state in every[:number] else -1
        if every[number] == 3:
            return False
        place = number % 4 if low else 3 - number % 4
        data[number // 4] += 4**place
        return True

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((0, 0xFF, 0xE4, r.randrange(256))) for _ in range(r.randrange(1, 5)))
        if wanted == "advance":
            return [data, r.randrange(4 * len(data))]
        entries = r.choice((4 * len(data), r.randrange(4 * len(data) + 1)))
        return [data, entries, r.randrange(4)] if wanted == "first" else [data, entries]

    order = "the first in bits 0-1" if low else "the first in bits 6-7"
    goal = {
        "count": "how many of the first `entries` quests are in state 0, 1, 2 and 3 (four numbers)",
        "first": "the number of the first among the first `entries` quests that is in `state`, or -1",
        "advance": "whether it could be done",
    }[wanted]
    lead = {
        "count": "counts quest states",
        "first": "looks for a quest by its state",
        "advance": "moves quest `i` on to the next state (one higher), unless it is in state 3, the last, when nothing changes",
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {lead}. The states 0 to 3 are packed in two bits each, four to a byte, {order}. Return {goal}. All these quests are inside the data.",
            f"2-bit states, 4 per byte, {order}: {'advance entry i unless 3; ' if wanted == 'advance' else ''}{goal}",
            f"Quests have a state from 0 to 3, two bits in the save ({order} of a byte). I want a function that {lead}; it returns {goal}.",
            f"Packed 2-bit array ({order}). The function {lead} and gives {goal}. No quest number is out of range.",
        ),
    )


def columns_of_records(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    back = rng.random() < 0.5
    if back:
        body = f"const size_t count = table.size() / {size};\nstd::vector<uint8_t> records;\nfor (size_t row = 0; row < count; ++row)\n  for (size_t field = 0; field < {size}; ++field) records.push_back(table[field * count + row]);\nreturn records;"
    else:
        body = f"std::vector<uint8_t> fields;\nfor (size_t field = 0; field < {size}; ++field)\n  for (size_t at = field; at < table.size() / {size} * {size}; at += {size}) fields.push_back(table[at]);\nreturn fields;"

    def oracle(table: list[int]) -> list[int]:
        count = len(table) // size
        if back:
            columns = [table[i * count : i * count + count] for i in range(size)]
            return [one for row in zip(*columns, strict=True) for one in row]
        rows = _rows(table, size)
        return [one for column in zip(*rows, strict=True) for one in column]

    asks = (
        (
            f"Write a function that turns a table stored by fields into records. It has {size} parts of equal length, all first bytes, then all second bytes and so on; the result has the {size} bytes of record 0, then those of record 1. The size is a multiple of {size}.",
            f"{size} byte columns one after the other -> interleaved {size}-byte records",
            f"The game keeps field 0 of all entries, then field 1 of all, {size} fields of a byte each. I prefer entry after entry. Convert; all {size} parts have the same length.",
            f"structure of arrays -> array of structures, {size} byte fields, evenly divisible",
        )
        if back
        else (
            f"Write a function that stores a table of {size}-byte records by fields: first byte 0 of all records, then byte 1 of all, and so on. An incomplete record at the end is dropped.",
            f"{size}-byte records -> {size} columns, one after the other; ignore a partial record",
            f"For LDA table,X with an 8-bit index each field needs its own table. Split entries of {size} bytes into {size} tables, in one vector, field 0 of every entry first. Only complete entries.",
            f"array of structures -> structure of arrays ({size} byte fields); leftover bytes dropped",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} table)",
        body,
        oracle,
        lambda r: [r.randbytes(size * r.randrange(1, 5) + (0 if back else r.choice((0, 1))))],
        asks,
    )


def nibble_entries(rng: random.Random) -> Made:
    high = rng.random() < 0.5
    wanted = rng.choice(("set", "replace", "shift"))
    place = "i % 2 == 0 ? 4 : 0" if high else "i % 2 == 0 ? 0 : 4"
    if wanted == "set":
        body = f"const int shift = {place};\nconst int old = table[i / 2] >> shift & 15;\ntable[i / 2] = (table[i / 2] & ~(15 << shift)) | (value & 15) << shift;\nreturn old;"
        signature = f"int @f({BUFFER} table, size_t i, uint8_t value)"
    elif wanted == "replace":
        body = "int count = 0;\nfor (uint8_t& byte : table)\n  for (int shift : {0, 4}) {\n    if ((byte >> shift & 15) != from) continue;\n    byte = (byte & ~(15 << shift)) | to << shift;\n    ++count;\n  }\nreturn count;"
        signature = f"int @f({BUFFER} table, uint8_t from, uint8_t to)"
    else:
        left, right = ("table[k] << 4", "next >> 4") if high else ("table[k] >> 4", "next << 4")
        body = f"for (size_t k = 0; k < table.size(); ++k) {{\n  const uint8_t next = k + 1 < table.size() ? table[k + 1] : {'value << 4' if high else 'value'};\n  table[k] = {left} | {right};\n}}"
        signature = f"void @f({BUFFER} table, uint8_t value)"

    def nibbles(table: list[int]) -> list[int]:
        return [int(one, 16) for byte in table for one in (f"{byte:02x}" if high else f"{byte:02x}"[::-1])]

    def packed(values: list[int]) -> list[int]:
        pairs = zip(values[::2], values[1::2], strict=True)
        return [a * 16 + b if high else b * 16 + a for a, b in pairs]

    def oracle(table: list[int], a: int, b: int = 0) -> int:
        values = nibbles(table)
        if wanted == "set":
            old, values[a] = values[a], b % 16
        elif wanted == "replace":
            old = values.count(a)
            values = [b if one == a else one for one in values]
        else:
            old, values = 0, [*values[1:], a][: len(values)]
        table[:] = packed(values)
        return old

    def given(r: random.Random) -> list[object]:
        table = bytes(r.choice((0x11, 0x12, r.randrange(256))) for _ in range(r.randrange(1, 6)))
        if wanted == "set":
            return [table, r.randrange(2 * len(table)), r.choice((0, 15, 0x1A))]
        return [table, r.choice((1, 2, 15)), r.randrange(16)] if wanted == "replace" else [table, r.randrange(16)]

    order = "entry 0 in the upper nibble of byte 0" if high else "entry 0 in the lower nibble of byte 0"
    asks = {
        "set": (
            f"Write a function that sets entry `i` (it exists) of a table of 4-bit values to the lower four bits of `value` and returns the old value. Two entries share a byte, {order}.",
            f"nibble array ({order}): set entry i, return the old one",
            f"Each room has half a byte of light level in the table, {order}. Change number `i`, which is there, to value & 15; what was it before?",
            f"table of nibbles, {order}: replace the i-th by `value` (4 bits of it) and give back the former one",
        ),
        "replace": (
            "Write a function that replaces every nibble of a table that is `from` by `to` (both 0 to 15) and returns how many that were. Both nibbles of each byte are entries.",
            "all nibbles == from -> to; count them",
            "In a 4-bit map, color `from` should become `to` everywhere (values below 16, two in a byte). How many pixels did that change or match? Count all that were `from`.",
            "Replace nibble value `from` by `to` in place, upper and lower halves; return the number of replacements (also when both are equal).",
        ),
        "shift": (
            f"Write a function that moves all entries of a table of 4-bit values forward by one: entry i gets the value of entry i + 1, the last one becomes `value` (0 to 15). Two entries share a byte, {order}; the table isn't empty.",
            f"nibble array, {order}: drop entry 0, shift the others down, append `value`",
            f"A history of 4-bit values (oldest first, {order}) has a fixed size. Push a new one at the end, so the oldest falls out. `value` is below 16.",
            f"Shift a packed nibble queue by one entry ({order}): entry 0 is lost, `value` comes in at the end.",
        ),
    }[wanted]
    return Made(signature, body, oracle, given, asks)


RECIPES = (
    twelve_bit_pairs,
    one_twelve_bit_entry,
    extra_high_bits,
    record_to_number,
    mixed_radix,
    spread_bits,
    changed_fields,
    first_out_of_range,
    widen_records,
    move_field,
    two_bit_states,
    columns_of_records,
    nibble_entries,
)
