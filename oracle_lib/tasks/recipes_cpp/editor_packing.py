"""Compression and patches step by step: runs, commands and headers, back references, deltas, records of changes."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _runny(r: random.Random, most: int = 40) -> bytes:
    out = b""
    for _ in range(r.randrange(0, 8)):
        out += bytes([r.randrange(4)]) * r.choice((1, 1, 2, 3, 5, 9))
    return out[:most]


def run_length(rng: random.Random) -> Made:
    which = rng.choice(("here", "longest", "back"))
    most = rng.choice((0, 0, 32, 16, 8)) if which == "here" else 0
    if which == "here":
        limit = f" && at + length < data.size() && length < {most}" if most else " && at + length < data.size()"
        body = f"if (at >= data.size()) return 0;\nsize_t length = 1;\nwhile (data[at + length] == data[at]{limit}) ++length;\nreturn length;".replace(
            f"data[at + length] == data[at]{limit}", f"{limit[4:]} && data[at + length] == data[at]"
        )
        signature = f"size_t @f({BYTES} data, size_t at)"
    elif which == "longest":
        body = "size_t best = 0, length = 0;\nfor (size_t i = 0; i < data.size(); ++i) {\n  length = i > 0 && data[i] == data[i - 1] ? length + 1 : 1;\n  best = std::max(best, length);\n}\nreturn best;"
        signature = f"size_t @f({BYTES} data)"
    else:
        body = "size_t length = 0;\nwhile (length < data.size() && data[data.size() - 1 - length] == data.back()) ++length;\nreturn length;"
        signature = f"size_t @f({BYTES} data)"

    def oracle(data: list[int], at: int = 0) -> int:
        part = data[::-1] if which == "back" else data[at:]
        runs = [len(list(group)) for _, group in itertools.groupby(part)]
        if which == "longest":
            return max(runs, default=0)
        first = runs[0] if runs else 0
        return min(first, most) if most else first

    def given(r: random.Random) -> list[object]:
        data = _runny(r) + bytes([1]) * r.choice((0, 20, 40))
        return (
            [data, r.choice((0, r.randrange(len(data) + 1), max(0, len(data) - r.randrange(40))))]
            if which == "here"
            else [data]
        )

    said = {
        "here": f"how many equal bytes follow each other from offset `at` on{f', counting no further than {most}' if most else ''}; 0 if `at` is not inside the data",
        "longest": "the length of the longest run of equal neighbouring bytes; 0 for empty data",
        "back": "how many equal bytes there are at the end of the data; 0 for empty data",
    }[which]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {said}.",
            f"How do I measure runs for an RLE packer? I need {said}.",
            {
                "here": f"max n{f' <= {most}' if most else ''}: data[at] == ... == data[at + n - 1]; at >= size: 0",
                "longest": "max length of i..j with all data[i..j] equal (0 if empty)",
                "back": "max n: the last n bytes are equal (0 if empty)",
            }[which],
            f"My compressor decides by {said}. Write that helper.",
        ),
    )


def encode_runs(rng: random.Random) -> Made:
    most = rng.choice((255, 255, 127, 16, 8))
    count_first = rng.random() < 0.6
    less = rng.choice((0, 1)) if most < 256 else 0
    end = rng.choice((None, 0))
    end = end if less == 0 else None
    stored = "length - 1" if less else "length"
    parts = [stored, "data[at]"] if count_first else ["data[at]", stored]
    tail = "packed.push_back(0);\n" if end is not None and count_first else ""
    body = f"std::vector<uint8_t> packed;\nfor (size_t at = 0; at < data.size();) {{\n  size_t length = 1;\n  while (length < {most} && at + length < data.size() && data[at + length] == data[at]) ++length;\n  packed.push_back({parts[0]});\n  packed.push_back({parts[1]});\n  at += length;\n}}\n{tail}return packed;"

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        for byte, group in itertools.groupby(data):
            left = len(list(group))
            while left:
                part = min(left, most)
                out += [part - less, byte] if count_first else [byte, part - less]
                left -= part
        return out + ([0] if tail else [])

    pair = (
        f"the length{' minus 1' if less else ''}, then the byte"
        if count_first
        else f"the byte, then the length{' minus 1' if less else ''}"
    )
    ending = " A byte 0 ends the result." if tail else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [_runny(r) + bytes([9]) * r.choice((0, most, most + 1, 2 * most + 3))],
        (
            f"Write a function that run-length encodes `data` as pairs: {pair}. A run is taken as long as possible, but at most {most}; a longer one continues with further pairs.{ending}",
            f"How do I do simple RLE? For every run of equal bytes write {pair}; split runs after {most} bytes.{ending}",
            f"data -> pairs ({pair}); run length 1..{most}, greedy.{ending}",
            f"The tilemap of a title screen is mostly repetition, so I store each run as two bytes: {pair}. No run may exceed {most} (start a new pair then).{ending} Give me the encoder.",
        ),
    )


def decode_runs(rng: random.Random) -> Made:
    kind = rng.choice(("pairs", "flag", "escape"))
    if kind == "pairs":
        plus = rng.choice((0, 1))
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at + 1 < packed.size(); at += 2) out.insert(out.end(), packed[at]{' + 1' if plus else ''}, packed[at + 1]);\nreturn out;"
        said = f"consists of pairs of a count and a byte; the byte is repeated count{' + 1' if plus else ''} times; a lone byte at the end is ignored"
    elif kind == "flag":
        plus = rng.choice((1, 1, 2, 3))
        body = f"std::vector<uint8_t> out;\nfor (size_t at = 0; at < packed.size();) {{\n  size_t length = (packed[at] & 0x7F) + 1;\n  bool run = packed[at++] & 0x80;\n  if (run) {{\n    out.insert(out.end(), length{f' + {plus - 1}' if plus > 1 else ''}, packed[at++]);\n  }} else {{\n    out.insert(out.end(), packed.begin() + at, packed.begin() + at + length);\n    at += length;\n  }}\n}}\nreturn out;"
        said = f"consists of blocks: a control byte with bit 7 set is followed by one byte, to be repeated (control & 0x7F) + {plus} times; one with bit 7 clear by (control + 1) bytes to be copied; the data are complete"
    else:
        mark = rng.choice((0xFF, 0xFE, 0xE0, 0x00, 0x80))
        plus = 0
        body = cpp(
            "std::vector<uint8_t> out;\nfor (size_t at = 0; at < packed.size();) {\n  if (packed[at] == @mark) {\n    out.insert(out.end(), packed[at + 1], packed[at + 2]);\n    at += 3;\n  } else {\n    out.push_back(packed[at++]);\n  }\n}\nreturn out;",
            mark=hexadecimal(mark),
        )
        said = f"is plain bytes, except that {hexadecimal(mark)} is followed by a count and a byte, which is repeated count times; the data are complete"

    def oracle(packed: list[int]) -> list[int]:
        out: list[int] = []
        left = list(packed)
        if kind == "pairs":
            for count, byte in zip(packed[::2], packed[1::2], strict=False):
                out += [byte] * (count + plus)
            return out
        while left:
            head = left.pop(0)
            if kind == "escape":
                out += [left[1]] * left[0] if head == mark else [head]
                del left[: 2 if head == mark else 0]
            elif head >= 128:
                out += [left.pop(0)] * (head - 128 + plus)
            else:
                out += left[: head + 1]
                del left[: head + 1]
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 7)):
            count = r.choice((0, 1, 2, 5, r.randrange(30)))
            if kind == "pairs":
                out += bytes([count, r.randrange(256)])
            elif kind == "flag":
                out += (
                    bytes([0x80 | count, r.randrange(256)])
                    if r.random() < 0.5
                    else bytes([count]) + r.randbytes(count + 1)
                )
            else:
                out += (
                    bytes([mark, count, r.randrange(256)])
                    if r.random() < 0.5
                    else bytes([b for b in r.randbytes(count % 6) if b != mark])
                )
        return [out + (r.choice((b"", b"\x03")) if kind == "pairs" else b"")]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} packed)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks run-length encoded data. It {said}.",
            f"How do I decode this RLE variant? The stream {said}.",
            f"unpack: input {said}",
            f"A game keeps its maps packed; a packed map {said}. I need the bytes it stands for.",
        ),
    )


def command_header(rng: random.Random) -> Made:
    bits = rng.choice((3, 3, 2, 4))
    low = 8 - bits
    plus = rng.choice((0, 1, 1, 2))
    long_form = bits == 3 and rng.random() < 0.6
    top = (1 << low) - 1
    if long_form:
        body = "int command = data[at] >> 5;\nif (command < 7) return {command, (data[at] & 0x1F) + 1, 1};\ncommand = data[at] >> 2 & 7;\nreturn {command, ((data[at] & 3) << 8 | data[at + 1]) + 1, 2};"
        plus = 1

        def long_header(data: list[int], at: int) -> list[int]:
            first = f"{data[at]:08b}"
            if first[:3] != "111":
                return [int(first[:3], 2), int(first[3:], 2) + 1, 1]
            return [int(first[3:6], 2), int(first[6:], 2) * 256 + data[at + 1] + 1, 2]

        said = "bits 5-7 are the command, bits 0-4 the length minus 1. Command 7 means a long header of two bytes: the command is then in bits 2-4 of the first, and the length minus 1 has ten bits, its upper two in bits 0-1 of the first byte and the lower eight in the second"
        return Made(
            f"std::array<int, 3> @f({BYTES} data, size_t at)",
            body,
            long_header,
            lambda r: [
                bytes(
                    [
                        r.choice((0, 0xE0, 0xFC, r.randrange(256), r.randrange(0xE0, 0x100))),
                        r.randrange(256),
                        r.randrange(256),
                        r.randrange(0xE0, 256),
                        r.randrange(256),
                    ]
                ),
                r.choice((0, 0, 1, 3)),
            ],
            (
                f"Write a function that decodes the header of a compression command at offset `at` and returns {{command, length, size of the header in bytes}}. In a header byte {said}. The data hold the whole header.",
                f"How do I parse a command header of an LZ2-like stream? {said[0].upper() + said[1:]}. Result: {{command, length, 1 or 2}}.",
                "b >> 5 < 7: {b >> 5, (b & 31) + 1, 1}; else {b >> 2 & 7, ((b & 3) * 256 + next) + 1, 2}, where b = data[at] and next is the byte behind it",
                f"My decompressor starts every step by reading a header: {said}. I want the three numbers command, length and how many bytes the header took.",
            ),
        )
    high_length = rng.random() < 0.3
    if high_length:
        body = f"return {{header & {(1 << bits) - 1}, (header >> {bits}){f' + {plus}' if plus else ''}}};"
        said = f"the lower {bits} bits are the command, the upper {low} the length{f' minus {plus}' if plus else ''}"
    else:
        body = f"return {{header >> {low}, (header & {hexadecimal(top)}){f' + {plus}' if plus else ''}}};"
        said = f"the upper {bits} bits are the command, the lower {low} the length{f' minus {plus}' if plus else ''}"

    def oracle(header: int) -> list[int]:
        if high_length:
            length, command = divmod(header, 1 << bits)
        else:
            command, length = divmod(header, 1 << low)
        return [command, length + plus]

    return Made(
        "std::array<int, 2> @f(uint8_t header)",
        body,
        oracle,
        lambda r: [r.choice((0, 255, top, r.randrange(256), r.randrange(256)))],
        (
            f"Write a function that splits a command byte of a packed stream into {{command, length}}: {said}.",
            f"How do I decode a one-byte compression header? {said[0].upper() + said[1:]}. I want both as {{command, length}}.",
            f"header -> {{command, length}}; {said}",
            f"Each block of my graphics starts with a byte of which {said}. Return the pair.",
        ),
    )


def make_header(rng: random.Random) -> Made:
    plus = rng.choice((1, 1, 0))
    top = 32 if plus else 31
    wide = 1024 if plus else 1023
    stored = "(length - 1)" if plus else "length"
    body = f"if (length <= {top}) return {{static_cast<uint8_t>(command << 5 | {stored})}};\nint stored = {stored.strip('()')};\nreturn {{static_cast<uint8_t>(0xE0 | command << 2 | stored >> 8), static_cast<uint8_t>(stored)}};"

    def oracle(command: int, length: int) -> list[int]:
        stored_ = length - plus
        if stored_ < 32:
            return [command * 32 + stored_]
        return list((0xE000 + command * 1024 + stored_).to_bytes(2, "big"))

    minus = "length minus 1" if plus else "length"
    return Made(
        "std::vector<uint8_t> @f(int command, int length)",
        body,
        oracle,
        lambda r: [
            r.randrange(7),
            r.choice((1, top, top + 1, 256, 257, wide, r.randrange(1, top), r.randrange(1, wide))),
        ],
        (
            f"Write a function that returns the header bytes of a compression command (0 to 6) with a length from 1 to {wide}. Up to {top}: one byte, the command in bits 5-7 and the {minus} in bits 0-4. Longer: two bytes, 111 in bits 5-7 of the first, the command in bits 2-4, and the ten-bit {minus} in bits 0-1 (its upper two bits) and in the second byte.",
            f"How do I encode an LZ2 style header? Short form ccclllll for lengths to {top}, long form 111cccll llllllll above (at most {wide}); l is the {minus}. Commands are 0-6.",
            f"length <= {top}: {{c << 5 | L}}, else {{$E0 | c << 2 | L >> 8, L & $FF}} with L = {minus}; 0 <= c <= 6, 1 <= length <= {wide}",
            f"The packer has chosen a command and how long it runs (1 to {wide}). Emit its header, short where possible: ccclllll, otherwise 111cccll llllllll, with the {minus} in the l bits and the command (never 7) in the c bits.",
        ),
    )


def copy_back(rng: random.Random) -> Made:
    absolute = rng.random() < 0.5
    reverse = rng.random() < 0.3
    start = "from" if absolute else "out.size() - distance"
    sign = "-" if reverse else "+"
    body = f"size_t start = {start};\nfor (size_t i = 0; i < length; ++i) out.push_back(uint8_t(out[start {sign} i]));"
    name = "from" if absolute else "distance"

    def oracle(out: list[int], place: int, length: int) -> None:
        at = place if absolute else len(out) - place
        for _ in range(length):
            out.append(out[at])
            at += -1 if reverse else 1

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 16)
        at = r.randrange(size)
        length = r.randrange(0, at + 2) if reverse else r.choice((0, 1, size - at, size - at + 3, 2 * size + 1))
        return [r.randbytes(size), at if absolute else size - at, length]

    where = (
        "offset `from` of the buffer, which is inside it"
        if absolute
        else "`distance` bytes before its end (1 is the last byte), which is inside it"
    )
    way = (
        "backwards, byte by byte towards lower offsets; it never runs past the front"
        if reverse
        else "forwards; the copy may reach into the bytes it has just appended, and then repeats them"
    )
    return Made(
        f"void @f({BUFFER} out, size_t {name}, size_t length)",
        body,
        oracle,
        given,
        (
            f"Write a function that appends `length` bytes to `out`, copied from `out` itself: it starts at {where}, and goes {way}.",
            f"How do I execute a back reference of an LZ decoder? Source: {where}. It reads {way}.",
            f"repeat length times: append out[p], p = p {sign} 1; p starts at {'from' if absolute else 'size - distance'} (size before the copy)",
            f'While unpacking I meet "copy from earlier output". The source begins at {where}; read {way}. Append to the same vector.',
        ),
    )


def longest_match(rng: random.Random) -> Made:
    window = rng.choice((0, 8, 16, 32))
    most = rng.choice((0, 8, 18))
    first = rng.random() < 0.5
    low = f"at > {window} ? at - {window} : 0" if window else "0"
    limit = f" && length < {most}" if most else ""
    better = ">" if first else ">="
    body = f"int best = 0, from = -1;\nfor (size_t start = {low}; start < at; ++start) {{\n  int length = 0;\n  while (at + length < data.size(){limit} && data[start + length] == data[at + length]) ++length;\n  if (length > 0 && length {better} best) best = length, from = static_cast<int>(start);\n}}\nreturn {{from, best}};"

    def oracle(data: list[int], at: int) -> list[int]:
        found = []
        for start in range(max(0, at - window) if window else 0, at):
            pairs = zip(data[start:], data[at:], strict=False)
            length = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))
            length = min(length, most) if most else length
            if length:
                found.append((length, -start if first else start))
        if not found:
            return [-1, 0]
        length, start = max(found)
        return [-start if first else start, length]

    def given(r: random.Random) -> list[object]:
        data = bytes(r.randrange(2) for _ in range(r.randrange(1, 40))) if r.random() < 0.7 else r.randbytes(9)
        return [data, r.randrange(len(data))]

    where = f"start at most {window} bytes before `at`" if window else "start anywhere before `at`"
    bound = f" and count no more than {most} bytes" if most else ""
    tie = "smallest" if first else "largest"
    return Made(
        f"std::array<int, 2> @f({BYTES} data, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the longest earlier occurrence of what follows at `at` and returns {{start, length}}. It must {where}{bound}; it may overlap `at`. Of equally long ones take the {tie} start; with no equal byte at all return {{-1, 0}}. `at` is inside the data.",
            f"How do I search the best LZ match by brute force? Candidates {where}{bound}, running over into the current position is fine; ties: {tie} start; nothing matches: {{-1, 0}}.",
            f"max over start of the n with data[start..start+n) == data[at..at+n){f', n <= {most}' if most else ''}, {where}, ties to the {tie} start -> {{start, n}} or {{-1, 0}}",
            f"My compressor asks at every position for the best back reference. It should {where}{bound}. Overlapping the current position is allowed. Return where it starts (the {tie} on ties) and its length, or -1 and 0.",
        ),
    )


def delta_bytes(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    xor = rng.random() < 0.4
    gap = rng.choice((1, 1, 2, 4))
    op = "^" if xor else ("+" if back else "-")
    if back:
        body = f"for (size_t i = {gap}; i < data.size(); ++i) data[i] {op}= data[i - {gap}];"
    else:
        body = f"for (size_t i = data.size(); i-- > {gap};) data[i] {op}= data[i - {gap}];"

    def oracle(data: list[int]) -> None:
        old = list(data)
        for place in range(gap, len(data)):
            other = data[place - gap] if back else old[place - gap]
            data[place] = old[place] ^ other if xor else (old[place] + (other if back else -other)) % 256

    verb = "undoes" if back else "applies"
    what = f"each byte {'was' if back else 'is'} replaced by {'its XOR with' if xor else 'its difference to'} the byte {gap} before it (in the original data); the first {gap} byte{'s stay' if gap > 1 else ' stays'}"
    return Made(
        f"void @f({BUFFER} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(0, 20))],
        (
            f"Write a function that {verb} a delta filter in place, modulo 256: {what}.",
            f"How do I {'decode' if back else 'encode'} deltas before packing? In the filtered data {what}. Bytes wrap.",
            f"{'out' if back else 'd'}[i] = {'d[i] ' + op + ' out[i-' + str(gap) + ']' if back else 'in[i] ' + op + ' in[i-' + str(gap) + ']'}, i >= {gap}, mod 256, in place",
            f"Waveforms pack better as differences. This function {verb} the filter on the buffer itself; {what}.",
        ),
    )


def split_planes(rng: random.Random) -> Made:
    count = rng.choice((2, 2, 3, 4))
    join = rng.random() < 0.5
    if join:
        body = f"size_t size = data.size() / {count};\nstd::vector<uint8_t> out;\nfor (size_t i = 0; i < size; ++i)\n  for (size_t part = 0; part < {count}; ++part) out.push_back(data[part * size + i]);\nreturn out;"
    else:
        body = f"std::vector<uint8_t> out;\nfor (size_t part = 0; part < {count}; ++part)\n  for (size_t i = part; i < data.size(); i += {count}) out.push_back(data[i]);\nreturn out;"

    def oracle(data: list[int]) -> list[int]:
        size = len(data) // count
        if join:
            return [
                one
                for group in zip(*(data[i * size : (i + 1) * size] for i in range(count)), strict=True)
                for one in group
            ]
        return [one for part in range(count) for one in data[part::count]]

    if join:
        said = f"consists of {count} equally long parts, and the result takes a byte from each part in turn (first of all parts, then second of all, ...)"
    else:
        said = f"is regrouped: first all bytes at offsets that leave the remainder 0 when divided by {count}, then those with remainder 1{', and so on' if count > 2 else ''}, each group in order"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(count * r.randrange(0, 7))],
        (
            f"Write a function that {'interleaves' if join else 'separates'} bytes: `data`, whose size is a multiple of {count}, {said}.",
            f"How do I {'merge' if join else 'split'} {count} byte streams? The input (a multiple of {count} bytes) {said}.",
            f"out = {f'[data[p*n + i] for i < n for p < {count}], n = size/{count}' if join else f'[data[i] for p < {count} for i = p, p+{count}, p+{2 * count}, ...]'}; size divisible by {count}",
            f"{'Before writing' if join else 'Before packing'} a table of {count}-byte entries, I reorder it. The input, {count} bytes times any number, {said}.",
        ),
    )


def apply_records(rng: random.Random) -> Made:
    grow = rng.random() < 0.5
    patch = Struct("Change", (("u32", "offset"), ("u8", "value")))
    names = ("offset", "value")
    if grow:
        body = "for (const Change& change : changes) {\n  if (change.offset >= rom.size()) rom.resize(change.offset + 1);\n  rom[change.offset] = change.value;\n}"
    else:
        body = "int applied = 0;\nfor (const Change& change : changes)\n  if (change.offset < rom.size()) {\n    rom[change.offset] = change.value;\n    ++applied;\n  }\nreturn applied;"

    def oracle(rom: list[int], changes: list[Record]) -> int:
        done = 0
        for one in changes:
            offset, value = vars(one).values()
            if grow:
                rom += [0] * (offset + 1 - len(rom))
            if offset < len(rom):
                rom[offset] = value
                done += 1
        return done

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 20)
        return [
            r.randbytes(size),
            [
                Record(names, (r.choice((0, size - 1, size, size + 4, r.randrange(size))), r.randrange(256)))
                for _ in range(r.randrange(0, 6))
            ],
        ]

    edge = (
        "A ROM that is too short is first lengthened with zero bytes up to the offset"
        if grow
        else "Changes beyond the end are skipped, and the result is how many were applied"
    )
    return Made(
        f"{'void' if grow else 'int'} @f({BUFFER} rom, const std::vector<Change>& changes)",
        body,
        oracle,
        given,
        (
            f"Write a function that applies single-byte changes to a ROM, in their order. {edge}.",
            f"How do I apply a list of (offset, value) edits to a byte vector? Later ones win. {edge}.",
            f"for c in changes: rom[c.offset] = c.value. {edge}.",
            f"A cheat file was parsed into a list of byte changes; put them all into the image in sequence. {edge}.",
        ),
        (patch,),
    )


def make_records(rng: random.Random) -> Made:
    gap = rng.choice((0, 0, 2, 4))
    most = rng.choice((0, 8, 16)) if not gap else 0
    span = Struct("Span", (("u32", "offset"), ("u32", "length")))
    names = ("offset", "length")
    joined = (
        f"!spans.empty() && i - (spans.back().offset + spans.back().length) <= {gap}"
        if gap
        else "!spans.empty() && spans.back().offset + spans.back().length == i"
    )
    extra = f" && spans.back().length < {most}" if most else ""
    grow = "spans.back().length = i + 1 - spans.back().offset" if gap else "++spans.back().length"
    body = f"std::vector<Span> spans;\nfor (uint32_t i = 0; i < before.size(); ++i) {{\n  if (before[i] == after[i]) continue;\n  if ({joined}{extra}) {grow};\n  else spans.push_back({{i, 1}});\n}}\nreturn spans;"

    def oracle(before: list[int], after: list[int]) -> list[Record]:
        places = [i for i, (x, y) in enumerate(zip(before, after, strict=True)) if x != y]
        spans: list[list[int]] = []
        for place in places:
            if spans and place - spans[-1][1] <= gap and (not most or place - spans[-1][0] < most):
                spans[-1][1] = place + 1
            else:
                spans.append([place, place + 1])
        return [Record(names, (start, end - start)) for start, end in spans]

    def given(r: random.Random) -> list[object]:
        size = r.randrange(0, 50)
        a = r.randbytes(size)
        b = bytes(
            one ^ (1 if r.random() < chance else 0)
            for one, chance in zip(a, itertools.repeat(r.choice((0, 0.2, 0.5, 0.95))), strict=False)
        )
        return [a, b]

    rule = (
        f"Spans with {gap} or fewer equal bytes between them are joined to one"
        if gap
        else (
            "A span is as long as possible"
            + (f", but at most {most} bytes; what is longer goes on in a new span" if most else "")
        )
    )
    return Made(
        f"std::vector<Span> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that lists where two images of equal size differ, as spans of offset and length in ascending order. {rule}.",
            f"How do I compute the blocks for a patch file? Compare `before` and `after` (same size) and return the differing stretches, lowest first. {rule}.",
            f"diff -> [(offset, length)], sorted. {rule}. Sizes are equal.",
            f'"Show changes" in my editor lists the stretches of bytes that were edited. {rule}. Both vectors have the same size.',
        ),
        (span,),
    )


def ips_record(rng: random.Random) -> Made:
    run = rng.random() < 0.5
    base = rng.choice((0, 0x200))
    plus = f" + {hexadecimal(base)}" if base else ""
    if run:
        signature = "std::vector<uint8_t> @f(uint32_t offset, uint16_t count, uint8_t value)"
        body = f"{'offset += 0x200;' if base else ''}\nreturn {{static_cast<uint8_t>(offset >> 16), static_cast<uint8_t>(offset >> 8), static_cast<uint8_t>(offset), 0, 0,\n        static_cast<uint8_t>(count >> 8), static_cast<uint8_t>(count), value}};".strip()
    else:
        signature = f"std::vector<uint8_t> @f(uint32_t offset, {BYTES} data)"
        body = f"{'offset += 0x200;' if base else ''}\nstd::vector<uint8_t> record;\nfor (int shift : {{16, 8, 0}}) record.push_back(offset >> shift);\nrecord.push_back(data.size() >> 8);\nrecord.push_back(data.size() & 0xFF);\nrecord.insert(record.end(), data.begin(), data.end());\nreturn record;".strip()

    def oracle(offset: int, *rest: object) -> list[int]:
        head = list((offset + base).to_bytes(3, "big"))
        if run:
            count, value = rest
            assert isinstance(count, int) and isinstance(value, int)
            return [*head, 0, 0, *count.to_bytes(2, "big"), value]
        data = rest[0]
        assert isinstance(data, list)
        return [*head, *len(data).to_bytes(2, "big"), *data]

    header = (
        f"The ROM has no copier header but the patch is for headered files, so {hexadecimal(base)} is added to the offset."
        if base
        else ""
    )
    kind = (
        "an IPS run record: 3-byte offset, two zero bytes, 2-byte count, the byte to repeat"
        if run
        else "an IPS record: 3-byte offset, 2-byte size, then the data"
    )
    return Made(
        signature,
        body,
        oracle,
        lambda r: [
            r.choice((0, 0x123456, r.randrange(0xFF0000))),
            *((r.randrange(1, 0x10000), r.randrange(256)) if run else (r.randbytes(r.choice((1, 2, 5, 300))),)),
        ],
        (
            f"Write a function that returns {kind}, all numbers big-endian. {header}".strip(),
            f"How do I serialise {kind}? High bytes first. {header}".strip(),
            f"{'offset' + plus}:3 BE, {'0:2, count:2 BE, value:1' if run else 'size:2 BE, data'} {header}".strip(),
            f"My patch writer goes over the differences and emits for each {kind}; big-endian throughout. {header} Build the bytes of one.".replace(
                "  ", " "
            ),
        ),
    )


def count_ips_records(rng: random.Random) -> Made:
    what = rng.choice(("records", "bytes", "end"))
    head = 'if (patch.size() < 8 || !std::equal(patch.begin(), patch.begin() + 5, "PATCH")) return -1;'
    add = {"records": "++total;", "bytes": "total += length;", "end": "total = std::max(total, offset + length);"}[what]
    body = cpp(
        """
        @head
        int total = 0;
        size_t at = 5;
        while (patch[at] != 'E' || patch[at + 1] != 'O' || patch[at + 2] != 'F') {
          @offset
          int length = patch[at + 3] << 8 | patch[at + 4];
          at += 5;
          if (length == 0) {
            length = patch[at] << 8 | patch[at + 1];
            at += 3;
          } else {
            at += length;
          }
          @add
        }
        return total;
        """,
        head=head,
        offset="int offset = patch[at] << 16 | patch[at + 1] << 8 | patch[at + 2];" if what == "end" else "",
        add=add,
    ).replace("\n  \n", "\n")

    def oracle(patch: list[int]) -> int:
        data = bytes(patch)
        if len(data) < 8 or data[:5] != b"PATCH":
            return -1
        at, spans = 5, []
        while data[at : at + 3] != b"EOF":
            offset, length = int.from_bytes(data[at : at + 3], "big"), int.from_bytes(data[at + 3 : at + 5], "big")
            run = int.from_bytes(data[at + 5 : at + 7], "big")
            spans.append((offset, length or run))
            at += 5 + (length or 3)
        return {
            "records": len(spans),
            "bytes": sum(n for _, n in spans),
            "end": max((o + n for o, n in spans), default=0),
        }[what]

    def given(r: random.Random) -> list[bytes]:
        out = r.choice((b"PATCH", b"PATCH", b"PATCH", b"PATCH", b"PAT"))
        for _ in range(r.randrange(0, 5)):
            length = r.randrange(1, 9)
            out += r.randrange(0x400000).to_bytes(3, "big")
            out += (
                length.to_bytes(2, "big") + r.randbytes(length)
                if r.random() < 0.6
                else b"\0\0" + (length * 99).to_bytes(2, "big") + b"\xea"
            )
        return [out + b"EOF"]

    said = {
        "records": "how many records it has",
        "bytes": "how many bytes all its records write together",
        "end": "how large a file must be for all records to fit (the highest offset + length; 0 without records)",
    }[what]
    fmt = '"PATCH", then records of a 3-byte offset and a 2-byte length (big-endian) with that many bytes, where length 0 means a 2-byte count and one byte to repeat, then "EOF"'
    return Made(
        f"int @f({BYTES} patch)",
        body,
        oracle,
        given,
        (
            f'Write a function that tells of an IPS patch {said}: {fmt}. If it does not start with "PATCH" (or has fewer than 8 bytes), return -1; apart from that it is well-formed.',
            f"How do I find out {said} of an IPS file without applying it? Format: {fmt}. -1 if the magic is missing or the file is shorter than 8 bytes; otherwise trust it.",
            f"IPS ({fmt}) -> {said}; bad magic or size < 8: -1",
            f"Before applying a patch I show {said}. It is {fmt}. Files under 8 bytes or with another beginning give -1; others are complete.",
        ),
    )


def invert_nibbles(rng: random.Random) -> Made:
    key = rng.randrange(1, 256)
    step = rng.choice((0, 0, 1, 3, 7))
    swap = rng.random() < 0.4
    grow = f" + {step} * i" if step > 1 else " + i" if step else ""
    value = f"data[i] ^ ({hexadecimal(key)}{grow})" if step else f"data[i] ^ {hexadecimal(key)}"
    lines = [f"uint8_t byte = {value};", "data[i] = byte << 4 | byte >> 4;"] if swap else [f"data[i] = {value};"]
    body = "for (size_t i = 0; i < data.size(); ++i) {\n  " + "\n  ".join(lines) + "\n}"
    if not swap:
        body = (
            f"for (size_t i = 0; i < data.size(); ++i) {lines[0]}"
            if step
            else f"for (uint8_t& byte : data) byte ^= {hexadecimal(key)};"
        )

    def oracle(data: list[int]) -> None:
        for place, byte in enumerate(data):
            mixed = byte ^ (key + step * place) % 256
            data[place] = mixed % 16 * 16 + mixed // 16 if swap else mixed

    keyed = (
        f"the key, {hexadecimal(key)} for the first byte and {step} more for each next one (modulo 256)"
        if step
        else f"the key {hexadecimal(key)}"
    )
    then = ", then its nibbles are exchanged" if swap else ""
    return Made(
        f"void @f({BUFFER} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, 5, r.randrange(2, 40))))],
        (
            f"Write a function that scrambles a buffer in place: each byte is XORed with {keyed}{then}.",
            f"How do I obfuscate data like this: every byte XOR {keyed}{then}?",
            f"data[i] = {'swapnibbles(' if swap else ''}data[i] ^ (({hexadecimal(key)} + {step} * i) mod 256){')' if swap else ''}",
            f"A game hides its text with a simple cipher. Byte by byte it takes the XOR with {keyed}{then}. Write it for a whole vector.",
        ),
    )


def pack_bits(rng: random.Random) -> Made:
    width = rng.choice((3, 5, 6, 9, 10, 12))
    high = rng.random() < 0.5
    mask = (1 << width) - 1
    if high:
        body = f"std::vector<uint8_t> out;\nuint32_t pending = 0;\nint bits = 0;\nfor (uint16_t value : values) {{\n  pending = pending << {width} | (value & {hexadecimal(mask)});\n  bits += {width};\n  for (; bits >= 8; bits -= 8) out.push_back(pending >> (bits - 8) & 0xFF);\n}}\nif (bits > 0) out.push_back(pending << (8 - bits) & 0xFF);\nreturn out;"
    else:
        body = f"std::vector<uint8_t> out;\nuint32_t pending = 0;\nint bits = 0;\nfor (uint16_t value : values) {{\n  pending |= (value & {hexadecimal(mask)}) << bits;\n  for (bits += {width}; bits >= 8; bits -= 8) {{\n    out.push_back(pending & 0xFF);\n    pending >>= 8;\n  }}\n}}\nif (bits > 0) out.push_back(pending);\nreturn out;"

    def oracle(values: list[int]) -> list[int]:
        texts = [f"{value & mask:0{width}b}" for value in values]
        if high:
            text = "".join(texts)
            text += "0" * (-len(text) % 8)
            return [int(text[i : i + 8], 2) for i in range(0, len(text), 8)]
        text = "".join(one[::-1] for one in texts)
        text += "0" * (-len(text) % 8)
        return [int(text[i : i + 8][::-1], 2) for i in range(0, len(text), 8)]

    rule = (
        "the first value in the highest bits of the first byte, each value with its highest bit first"
        if high
        else "the first value in the lowest bits of the first byte, each value with its lowest bit first"
    )
    return Made(
        f"std::vector<uint8_t> @f({WORDS} values)",
        body,
        oracle,
        lambda r: [
            [r.getrandbits(16) if r.random() < 0.2 else r.getrandbits(width) for _ in range(r.randrange(0, 12))]
        ],
        (
            f"Write a function that packs numbers of {width} bits without gaps into bytes: {rule}. Bits above {width - 1} of a value are ignored; unused bits of the last byte are 0.",
            f"How do I write a {width}-bit stream? {rule[0].upper() + rule[1:]}; no padding between values, zero padding at the end; only the low {width} bits count.",
            f"bitstream of (v & {hexadecimal(mask)}), {width} bits each, {'MSB' if high else 'LSB'} first into bytes filled from the {'top' if high else 'bottom'}; pad with 0",
            f"To save room, my {width}-bit entries are stored seamlessly: {rule}. Cut each to {width} bits and fill the last byte with zeros.",
        ),
    )


def best_method(rng: random.Random) -> Made:
    least = rng.choice((3, 3, 4, 2))
    names = {"run": "all equal", "ramp": "each one more than the one before (modulo 256)"}
    swap = rng.random() < 0.5
    body = cpp(
        """
        size_t equal = 1, rising = 1;
        while (at + equal < data.size() && data[at + equal] == data[at]) ++equal;
        while (at + rising < data.size() && data[at + rising] == uint8_t(data[at] + rising)) ++rising;
        size_t best = std::max(equal, rising);
        if (best < @least) return 0;
        return @result;
        """,
        least=least,
        result="equal == best ? 1 : 3" if not swap else "rising == best ? 3 : 1",
    )

    def oracle(data: list[int], at: int) -> int:
        part = data[at:]
        equal = len(list(itertools.takewhile(lambda one: one == part[0], part)))
        rising = len(list(itertools.takewhile(lambda pair: pair[1] == (part[0] + pair[0]) % 256, enumerate(part))))
        if max(equal, rising) < least:
            return 0
        if equal == rising:
            return 3 if swap else 1
        return 1 if equal > rising else 3

    def given(r: random.Random) -> list[object]:
        start = r.randrange(256)
        data = (
            r.randbytes(r.randrange(3))
            + r.choice((bytes([start]) * r.randrange(1, 6), bytes((start + i) % 256 for i in range(r.randrange(1, 7)))))
            + r.randbytes(2)
        )
        return [data, r.randrange(0, min(4, len(data)))]

    return Made(
        f"int @f({BYTES} data, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that chooses how to pack the bytes from `at` on (inside the data). Count how many are {names['run']} and how many are {names['ramp']}, in both cases with the first one. If both counts are below {least}, return 0 (store); otherwise 1 (fill) where the first count is larger, 3 (increasing) where the second is{', and 3 if they are equal' if swap else ', and 1 if they are equal'}.",
            f"How do I pick the LZ command for a position? e = length of the run of equal bytes, r = length of the run that rises by 1 (mod 256), both at least 1. max(e, r) < {least}: 0. Otherwise 1 for e, 3 for r, whichever is longer, {'3' if swap else '1'} on a tie.",
            f"e = equal run, r = rising run (mod 256) at `at`; max < {least} -> 0; e {'>' if swap else '>='} r -> 1; else 3",
            f"A packer knows command 0 (as is), 1 (same byte again and again) and 3 (byte, byte + 1, byte + 2, ... wrapping at 256). Say which suits the data at `at` best: the longer of the two runs if it has at least {least} bytes, {'3' if swap else '1'} if both are equally long, else 0.",
        ),
    )


RECIPES = (
    run_length,
    encode_runs,
    decode_runs,
    command_header,
    make_header,
    copy_back,
    longest_match,
    delta_bytes,
    split_planes,
    apply_records,
    make_records,
    ips_record,
    count_ips_records,
    invert_nibbles,
    pack_bits,
    best_method,
)
