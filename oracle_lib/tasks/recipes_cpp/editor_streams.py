"""Streams of bytes: commands with runs, copies and words, windows, dictionaries, patches with records, checksums."""

import random
from itertools import pairwise

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _repetitive(r: random.Random, most: int = 40) -> bytes:
    out = b""
    while len(out) < most and r.random() < 0.85:
        piece = r.randbytes(r.randrange(1, 4))
        out += piece * r.choice((1, 1, 2, 3, 6)) if r.random() < 0.7 else out[: r.randrange(1, 6)]
    return out[:most]


def unpack_commands(rng: random.Random) -> Made:
    """A header byte with a command in its upper bits and a length in its lower ones."""
    bits = rng.choice((5, 6))
    more = rng.choice((1, 1, 2, 3)) if bits == 5 else rng.choice((1, 2))
    kinds = rng.sample(("literal", "fill", "words", "rising", "zeros", "back"), 4)
    if "literal" not in kinds:
        kinds[rng.randrange(4)] = "literal"
    end = 0xFF
    code = {
        "literal": "for (int i = 0; i < count; ++i) out.push_back(data[at++]);",
        "fill": "out.insert(out.end(), count, data[at++]);",
        "words": "for (int i = 0; i < count; ++i) out.push_back(data[at + i % 2]);\nat += 2;",
        "rising": "for (int i = 0; i < count; ++i) out.push_back((data[at] + i) & 0xFF);\n++at;",
        "zeros": "out.insert(out.end(), count, 0);",
        "back": "size_t from = out.size() - data[at++] - 1;\nfor (int i = 0; i < count; ++i) out.push_back(out[from + i]);",
    }
    said = {
        "literal": "copy the next `count` bytes",
        "fill": "repeat the next byte `count` times",
        "words": "write the next two bytes alternately, first one first, until `count` bytes are written",
        "rising": "write `count` bytes, the first is the next byte of the data and each further one is 1 more (modulo 256)",
        "zeros": "write `count` zero bytes (nothing follows)",
        "back": "copy `count` bytes of the output; the next byte d says where from: d + 1 bytes before the end of what is written so far (the copied bytes may overlap what they write)",
    }

    def case(index: int) -> str:
        lines = code[kinds[index]].replace("\n", "\n      ")
        return f"    case {index}: {{\n      {lines}\n      break;\n    }}"

    body = (
        f"std::vector<uint8_t> out;\nsize_t at = 0;\nwhile (data[at] != 0xFF) {{\n  const int command = data[at] >> {bits};\n  const int count = (data[at++] & {hexadecimal((1 << bits) - 1)}) + {more};\n  switch (command) {{\n"
        + "\n".join(map(case, range(4)))
        + "\n  }\n}\nreturn out;"
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(data)
        while rest[0] != end:
            command, length = divmod(rest.pop(0), 1 << bits)
            length += more
            kind = kinds[command]
            if kind == "literal":
                out += rest[:length]
                del rest[:length]
            elif kind == "zeros":
                out += [0] * length
            elif kind == "words":
                out += (rest[:2] * length)[:length]
                del rest[:2]
            else:
                value = rest.pop(0)
                if kind == "fill":
                    out += [value] * length
                elif kind == "rising":
                    out += [(value + i) % 256 for i in range(length)]
                else:
                    tail = out[len(out) - value - 1 :]
                    out += (tail * length)[:length]
        return out

    def given(r: random.Random) -> list[bytes]:
        out, size = b"", 0
        for _ in range(r.randrange(0, 6)):
            command = r.randrange(4)
            if kinds[command] == "back" and not size:
                command = kinds.index("literal")
            length = r.choice((0, 1, 2, r.randrange(12)))
            out += bytes([command << bits | length])
            length += more
            kind = kinds[command]
            if kind == "literal":
                out += r.randbytes(length)
            elif kind == "words":
                out += r.randbytes(2)
            elif kind == "back":
                out += bytes([r.randrange(min(size, 256))])
            elif kind != "zeros":
                out += r.choice((b"\xfe", b"\xff", r.randbytes(1)))
            size += length
        return [out + b"\xff" + r.choice((b"", b"\x01\x02"))]

    low = f"the lower {bits} bits + {more}"
    table = "; ".join(f"{i}: {said[kind]}" for i, kind in enumerate(kinds))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that decompresses a stream of commands. A header byte 0xFF ends it; otherwise the header's upper {8 - bits} bits (as a number) are the command and {low} is `count`. Commands: {table}. The stream is valid.",
            f"How do I unpack this format? Header byte: command = header >> {bits}, count = (header & {hexadecimal((1 << bits) - 1)}) + {more}; a header of FF is the end. {table[0].upper() + table[1:]}. No need to check for errors.",
            f"header h: cmd = h >> {bits}, count = (h & ${(1 << bits) - 1:X}) + {more}, stop at h = $FF; {table}",
            f"The graphics of my hack are packed with a scheme of its own: each command starts with a byte whose top {8 - bits} bits tell what to do, while {low} gives the count. {table[0].upper() + table[1:]}. A byte FF in place of a header is the end; what lies behind it is not read.",
            f"Decoder for a packed block ({1 << 8 - bits} commands, header FF terminates). count: {low} of the header. By command: {table}. Data are well-formed.",
        ),
    )


def packed_length(rng: random.Random) -> Made:
    bits = rng.choice((5, 6))
    more = 1
    what = rng.choice(("packed", "unpacked"))
    kinds = ("literal", "fill", "words") if rng.random() < 0.5 else ("fill", "literal", "zeros")
    size_of = {"literal": "count", "fill": "1", "words": "2", "zeros": "0"}
    other = 3
    mask = hexadecimal((1 << bits) - 1)
    cases = " : ".join(f"command == {i} ? {size_of[kind]}" for i, kind in enumerate(kinds))
    result = "at + 1" if what == "packed" else "total"
    lines = ["size_t at = 0;"] + ["size_t total = 0;"] * (what == "unpacked")
    body = (
        "\n".join(lines)
        + f"\nwhile (data[at] != 0xFF) {{\n  const int command = data[at] >> {bits}, count = (data[at] & {mask}) + 1;\n  at += 1 + ({cases} : 2);\n"
        + ("  total += count;\n" if what == "unpacked" else "")
        + f"}}\nreturn {result};"
    )

    def oracle(data: list[int]) -> int:
        rest, total = list(data), 0
        while rest[0] != 255:
            command, count = divmod(rest[0], 1 << bits)
            total += count + 1
            kind = kinds[command] if command < 3 else "copy"
            rest = rest[1 + {"literal": count + 1, "fill": 1, "words": 2, "zeros": 0, "copy": 2}[kind] :]
        return total if what == "unpacked" else len(data) - len(rest) + 1

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 7)):
            command = r.randrange(8 if bits == 5 else 4)
            count = r.choice((0, 1, r.randrange(20)))
            kind = kinds[command] if command < 3 else "copy"
            size = {"literal": count + 1, "fill": 1, "words": 2, "zeros": 0, "copy": 2}[kind]
            out += bytes([command << bits | count]) + r.choice((bytes([255]) * size, r.randbytes(size)))
        return [out + b"\xff" + r.randbytes(r.randrange(3))]

    sizes = {"literal": "`count` bytes", "fill": "1 byte", "words": "2 bytes", "zeros": "nothing"}
    table = ", ".join(f"{i}: {sizes[kind]}" for i, kind in enumerate(kinds)) + f", {other} and above: 2 bytes"
    wanted = (
        "how many bytes it takes in the ROM, the end byte included"
        if what == "packed"
        else "how many bytes it will have when unpacked; each command writes `count` bytes"
    )
    return Made(
        f"size_t @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that measures a compressed block without unpacking it: {wanted}. A command is a header byte (number = header >> {bits}, count = (header & {mask}) + {more}) and its arguments, by number: {table}. A header of 0xFF ends the block.",
            f"How do I get the length of a packed block? I want {wanted}. Headers: upper {8 - bits} bits command, lower {bits} bits count - 1; FF is the end. Behind a header follow, by command, {table}.",
            f"walk headers h until $FF: cmd = h >> {bits}, count = (h & {mask.replace('0x', '$')}) + 1; arguments {table}; result: {wanted}",
            f"To find room for a recompressed block I have to know {wanted}. The stream: a header (command in the top {8 - bits} bits, count minus one below), then its arguments ({table}); an FF where a header is due stops it. There is always such an FF.",
        ),
    )


def window_unpack(rng: random.Random) -> Made:
    """Flag bytes with eight items each, literals and references."""
    high = rng.random() < 0.5
    literal = rng.choice((0, 1))
    least = rng.choice((2, 3))
    first = "distance" if rng.random() < 0.5 else "length"
    bit = "0x80 >> i" if high else "1 << i"
    test = f"flags & ({bit})" if literal else f"!(flags & ({bit}))"
    if first == "distance":
        body_pair = f"size_t distance = data[at] + 1;\nint length = data[at + 1] + {least};"
        said = f"two bytes, d and n: copy n + {least} bytes from d + 1 bytes before the end of the output"
    else:
        body_pair = (
            f"int length = (data[at] >> 4) + {least};\nsize_t distance = ((data[at] & 0x0F) << 8 | data[at + 1]) + 1;"
        )
        said = f"two bytes, a and b: copy (a >> 4) + {least} bytes from (a & 15) * 256 + b + 1 bytes before the end of the output"
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t at = 0;
        while (at < data.size()) {
          const int flags = data[at++];
          for (int i = 0; i < 8 && at < data.size(); ++i) {
            if (@test) {
              out.push_back(data[at++]);
              continue;
            }
            @pair
            at += 2;
            for (int n = 0; n < length; ++n) out.push_back(out[out.size() - distance]);
          }
        }
        return out;
        """,
        test=test,
        pair=body_pair.replace("\n", "\n      "),
    )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(data)
        while rest:
            flags = f"{rest.pop(0):08b}"
            for flag in flags if high else flags[::-1]:
                if not rest:
                    break
                if flag == str(literal):
                    out.append(rest.pop(0))
                    continue
                a, b = rest[:2]
                del rest[:2]
                if first == "distance":
                    distance, length = a + 1, b + least
                else:
                    distance, length = a % 16 * 256 + b + 1, a // 16 + least
                if distance > len(out):
                    raise ValueError("before the start")
                tail = out[len(out) - distance :]
                out += (tail * length)[:length]
        return out

    def given(r: random.Random) -> list[bytes]:
        stream, size = bytearray(), 0
        for _ in range(r.randrange(0, 4)):
            flags, items = 0, bytearray()
            wanted = r.choice((8, 8, 3))
            for i in range(wanted):
                is_literal = not size or r.random() < 0.6
                if is_literal == bool(literal):
                    flags |= 0x80 >> i if high else 1 << i
                if is_literal:
                    items += r.randbytes(1)
                    size += 1
                else:
                    length, distance = r.choice((0, 1, 5)), r.randrange(min(size, 16))
                    items += bytes([distance, length] if first == "distance" else [length << 4, distance])
                    size += length + least
            stream += bytes([flags]) + items
            if wanted < 8:
                break
        return [bytes(stream)]

    order = "from the highest bit down" if high else "from the lowest bit up"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks an LZ stream. A flag byte announces the next eight items, {order}: a bit of {literal} means one literal byte, a bit of {1 - literal} means {said} (source and target may overlap, byte by byte). Then the next flag byte follows. The stream just ends where the data end, perhaps in the middle of a group.",
            f"How do I decode this LZSS variant? Groups of a flag byte and up to 8 items; flags are used {order}; {literal} = literal byte, {1 - literal} = {said}. Byte-wise copying, so a reference may repeat what it writes. It stops when no data are left.",
            f"flags ({'MSB' if high else 'LSB'} first): {literal} -> out += byte; {1 - literal} -> {said}; until the input is empty",
            f"My game's maps use a sliding window: each group of eight starts with a byte of flags ({order}). Flag {literal}: take a byte as it is. Flag {1 - literal}: {said}; overlapping copies repeat bytes. The last group may have fewer items. References never reach before the start.",
        ),
    )


def best_window_match(rng: random.Random) -> Made:
    most = rng.choice((8, 17, 18, 34))
    window = rng.choice((16, 32, 256))
    near = rng.random() < 0.5
    sign = ">" if near else ">="
    body = cpp(
        """
        size_t length = 0, distance = 0;
        for (size_t back = 1; back <= at && back <= @window; ++back) {
          size_t same = 0;
          while (same < @most && at + same < data.size() && data[at + same] == data[at + same - back]) ++same;
          if (same @sign length && same > 0) {
            length = same;
            distance = back;
          }
        }
        return {static_cast<int>(length), static_cast<int>(distance)};
        """,
        window=window,
        most=most,
        sign=sign,
    )

    def oracle(data: list[int], at: int) -> list[int]:
        found = [(0, 0)]
        wanted = data[at:][:most]
        for back in range(1, min(at, window) + 1):
            repeated = data[at - back : at] * (most + 1)
            # what a byte-wise copy from there would write
            written = repeated[: len(wanted)]
            same = next((i for i, (a, b) in enumerate(zip(written, wanted, strict=True)) if a != b), len(wanted))
            if same:
                found.append((same, -back if near else back))
        length, back = max(found)
        return [length, abs(back)]

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((1, 1, 2)) for _ in range(r.randrange(2, 50)))
        return [data, r.randrange(len(data))]

    tie = "nearest (smallest distance)" if near else "farthest (largest distance)"
    return Made(
        f"std::array<int, 2> @f({BYTES} data, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the longest earlier copy of what starts at offset `at`: distances 1 to {window} back (not before the start of the data), at most {most} bytes; the copy may run into the bytes at `at` itself. Return {{length, distance}}; among equal lengths the {tie} one, and {{0, 0}} where not even one byte matches.",
            f"How does an LZ packer search its window? For each distance d <= min(at, {window}) count how many bytes from `at` on equal the byte d before them, {most} at most and not past the end. I want the best length and its distance; ties: {tie}; nothing found: 0 and 0.",
            f"max over d in 1..min(at, {window}) of |{{longest n <= {most}: data[at + i] == data[at + i - d] for i < n}}|; ties: {tie}; {{n, d}} or {{0, 0}}",
            f"My compressor needs its match finder: window {window} bytes, match length up to {most}, overlapping matches allowed. It returns length and distance of the longest match for the position `at` (0, 0 if there is none); of several, the {tie}.",
        ),
    )


def pack_runs_and_literals(rng: random.Random) -> Made:
    least = rng.choice((3, 4))
    most = rng.choice((127, 64, 32))
    flag = rng.random() < 0.5
    run_code = "0x80 | count" if flag else "count"
    literal_code = "literals" if flag else "0x80 | literals"
    body = cpp(
        """
        std::vector<uint8_t> out;
        std::vector<uint8_t> pending;
        auto flush = [&] {
          for (size_t start = 0; start < pending.size(); start += @most) {
            size_t literals = std::min<size_t>(@most, pending.size() - start);
            out.push_back(@literal);
            out.insert(out.end(), pending.begin() + start, pending.begin() + start + literals);
          }
          pending.clear();
        };
        for (size_t at = 0; at < data.size();) {
          size_t count = 1;
          while (count < @most && at + count < data.size() && data[at + count] == data[at]) ++count;
          if (count >= @least) {
            flush();
            out.push_back(@run);
            out.push_back(data[at]);
          } else {
            pending.insert(pending.end(), count, data[at]);
          }
          at += count;
        }
        flush();
        return out;
        """,
        most=most,
        least=least,
        literal=literal_code,
        run=run_code,
    )

    def oracle(data: list[int]) -> list[int]:
        runs: list[list[int]] = []
        for one in data:
            if runs and runs[-1][0] == one and len(runs[-1]) < most:
                runs[-1].append(one)
            else:
                runs.append([one])
        out: list[int] = []
        plain: list[int] = []
        for run in [*runs, []]:
            if run and len(run) < least:
                plain += run
                continue
            while plain:
                part, plain = plain[:most], plain[most:]
                out += [len(part) + 128 * (not flag), *part]
            if run:
                out += [len(run) + 128 * flag, run[0]]
        return out

    def given(r: random.Random) -> list[bytes]:
        return [
            b"".join(
                r.choice(
                    (r.randbytes(r.randrange(1, 5)), bytes([r.randrange(3)]) * r.choice((2, 3, 4, 5, most, most + 1)))
                )
                for _ in range(r.randrange(0, 6))
            )
        ]

    run_said = (
        f"0x80 + n and the byte, for a run of n equal bytes ({least} to {most})"
        if flag
        else f"n and the byte, for a run of n equal bytes ({least} to {most})"
    )
    lit_said = (
        f"n and n bytes, for 1 to {most} other bytes" if flag else f"0x80 + n and n bytes, for 1 to {most} other bytes"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that packs bytes by run lengths. Output pieces: {run_said}; {lit_said}. From left to right, cut the data into maximal runs of equal bytes, a run being cut after {most}; every run of at least {least} becomes a run piece, and what lies between two of them is collected into literal pieces as long as possible (each but the last full).",
            f"How do I write this RLE encoder? Runs: {run_said}. Literals: {lit_said}. Greedy from the left: take the run at the current position (no more than {most} bytes); if it has {least} or more write it as a run, else add its bytes to the pending literals, which are written in chunks of up to {most} before the next run piece or at the end.",
            f"RLE: [{run_said}] [{lit_said}]; greedy left to right, shorter runs join the literals around them",
            f"My level packer knows two pieces: {run_said}; {lit_said}. It looks at the run of equal bytes at each place (cut at {most}). Shorter than {least}, and it belongs to the literals; these are saved up and go out, {most} at a time, when a long run or the end comes.",
        ),
    )


def unpack_nibble_runs(rng: random.Random) -> Made:
    value_high = rng.random() < 0.5
    more = rng.choice((1, 1, 2))
    value, count = ("byte >> 4", "byte & 15") if value_high else ("byte & 15", "byte >> 4")
    double = rng.random() < 0.4
    if double:
        body = f"std::vector<uint8_t> pixels;\nfor (uint8_t byte : data) pixels.insert(pixels.end(), ({count}) + {more}, {value});\nif (pixels.size() % 2) pixels.push_back(0);\nstd::vector<uint8_t> out;\nfor (size_t i = 0; i < pixels.size(); i += 2) out.push_back(pixels[i] << 4 | pixels[i + 1]);\nreturn out;"
    else:
        body = f"std::vector<uint8_t> pixels;\nfor (uint8_t byte : data) pixels.insert(pixels.end(), ({count}) + {more}, {value});\nreturn pixels;"

    def oracle(data: list[int]) -> list[int]:
        text = ""
        for byte in data:
            a, b = list(f"{byte:02X}")
            sign, length = (a, int(b, 16)) if value_high else (b, int(a, 16))
            text += sign * (length + more)
        if double:
            return list(bytes.fromhex(text + "0" * (len(text) % 2)))
        return [int(sign, 16) for sign in text]

    upper, lower = ("color", "length") if value_high else ("length", "color")
    result = (
        "two pixels a byte, the first in the upper nibble; an odd last pixel gets a 0 beside it"
        if double
        else "one byte a pixel"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(0, 7))],
        (
            f"Write a function that expands nibble runs: in each byte the upper nibble is the {upper} and the lower the {lower}, and the color is repeated length + {more} times. Return the pixels, {result}.",
            f"How do I decode 4-bit RLE graphics? Byte = {upper} (high nibble), {lower} (low nibble); length + {more} pixels of that color. Output: {result}.",
            f"byte -> (length + {more}) x color, {upper} = b >> 4, {lower} = b & 15; out: {result}",
            f"A title screen is stored as bytes of {upper} (bits 4-7) and {lower} (bits 0-3). A length of 0 means {more} pixel{'s' if more > 1 else ''}. I want the pixels of all bytes in order, {result}.",
        ),
    )


def undo_prediction(rng: random.Random) -> Made:
    way = rng.choice(("xor", "add"))
    step = rng.choice((2, 2, 4, 8, 16))
    forward = rng.random() < 0.5
    sign = {("xor", True): "^", ("xor", False): "^", ("add", False): "+", ("add", True): "-"}[way, forward]
    if forward:
        body = f"for (size_t i = data.size(); i-- > {step};) data[i] = (data[i] {sign} data[i - {step}]) & 0xFF;"
    else:
        body = f"for (size_t i = {step}; i < data.size(); ++i) data[i] = (data[i] {sign} data[i - {step}]) & 0xFF;"

    def oracle(data: list[int]) -> None:
        for lane in range(step):
            column = data[lane::step]
            if forward:
                changed = [(b ^ a) if way == "xor" else (b - a) % 256 for a, b in pairwise(column)]
                data[lane::step] = column[:1] + changed
            else:
                made: list[int] = []
                for one in column:
                    last = made[-1] if made else 0
                    made.append(one ^ last if way == "xor" else (one + last) % 256)
                data[lane::step] = made

    what = (
        f"the byte {step} places before it, as both were before the change"
        if forward
        else f"the byte {step} places before it, which has been restored already"
    )
    do = {
        ("xor", True): "replaces each byte by its XOR with",
        ("xor", False): "replaces each byte by its XOR with",
        ("add", True): "subtracts (modulo 256) from each byte",
        ("add", False): "adds (modulo 256) to each byte",
    }[way, forward]
    return Made(
        f"void @f({BUFFER} data)",
        body,
        oracle,
        lambda r: [_repetitive(r, 3 * step + 3) + r.randbytes(r.randrange(step))],
        (
            f"Write a function that {do} {what}. The first {step} bytes stay (all of them if there are fewer).",
            f"How do I {'apply' if forward else 'undo'} a delta filter with distance {step}? In place; it {do} {what}; bytes 0 to {step - 1} are kept.",
            f"{'d_new[i] = d_old[i] ' + sign + ' d_old[i - ' + str(step) + ']' if forward else 'd[i] = d[i] ' + sign + ' d[i - ' + str(step) + '], from the left'}, i >= {step}, mod 256",
            f"Tile data pack better {'after' if forward else 'with'} a filter. {'Before packing, mine' if forward else 'After unpacking, the inverse'} {do} {what}. A byte without such a predecessor is left alone.",
        ),
    )


# Text with dictionaries


def text_with_pairs(rng: random.Random) -> Made:
    first = rng.choice((0x80, 0x90, 0xC0, 0xE0))
    depth = rng.random() < 0.5
    count = rng.choice((4, 8))
    if depth:
        body = cpp(
            """
            std::vector<uint8_t> out, stack;
            for (uint8_t byte : text) {
              stack.push_back(byte);
              while (!stack.empty()) {
                uint8_t next = stack.back();
                stack.pop_back();
                if (next < @first) {
                  out.push_back(next);
                } else {
                  stack.push_back(pairs[(next - @first) * 2 + 1]);
                  stack.push_back(pairs[(next - @first) * 2]);
                }
              }
            }
            return out;
            """,
            first=hexadecimal(first),
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> out;
            for (uint8_t byte : text) {
              if (byte < @first) {
                out.push_back(byte);
              } else {
                out.push_back(pairs[(byte - @first) * 2]);
                out.push_back(pairs[(byte - @first) * 2 + 1]);
              }
            }
            return out;
            """,
            first=hexadecimal(first),
        )

    def oracle(text: list[int], pairs: list[int]) -> list[int]:
        known = {first + i: pairs[2 * i : 2 * i + 2] for i in range(len(pairs) // 2)}

        def whole(byte: int) -> list[int]:
            if byte < first:
                return [byte]
            both = known[byte]
            return [one for part in both for one in whole(part)] if depth else both

        return [one for byte in text for one in whole(byte)]

    def given(r: random.Random) -> list[object]:
        pairs: list[int] = []
        for i in range(count):
            pairs += [
                first + r.randrange(i) if depth and i and r.random() < 0.4 else r.randrange(first) for _ in range(2)
            ]
        text = [r.choice((r.randrange(first), first + r.randrange(count))) for _ in range(r.randrange(0, 7))]
        return [text, pairs]

    rule = (
        "either of the two may itself be such a code and is expanded in turn"
        if depth
        else "the two are taken as they are, even if they are codes"
    )
    if not depth:
        rule = "the two are plain characters"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} text, {BYTES} pairs)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands byte pairs in a text. Bytes below {hexadecimal(first)} are characters; a byte b from {hexadecimal(first)} on stands for the two bytes at (b - {hexadecimal(first)}) * 2 of `pairs`; {rule}. The table has all codes that occur.",
            f"How do I decode DTE text? Codes >= {hexadecimal(first)} are table entries of two bytes each ({hexadecimal(first)} is the first entry); {rule}. Other bytes are copied.",
            f"b < ${first:X}: b; else pairs[2(b - ${first:X})], pairs[2(b - ${first:X}) + 1]; {rule}",
            f"The script of a game saves space with {'nested ' if depth else ''}pairs: values {hexadecimal(first)} and up are numbers in a list of two-byte entries, where {rule}. Turn a text into single characters.",
        ),
    )


def dictionary_word(rng: random.Random) -> Made:
    way = rng.choice(("ended", "counted", "high bit"))
    if way == "ended":
        stop = rng.choice((0x00, 0xFF))
        body = f"size_t at = 0;\nfor (int i = 0; i < index; ++i)\n  while (words[at++] != {hexadecimal(stop)}) {{\n  }}\nstd::vector<uint8_t> word;\nwhile (words[at] != {hexadecimal(stop)}) word.push_back(words[at++]);\nreturn word;"
        said = f"each word ends with a byte {hexadecimal(stop)}, which is not part of it"
    elif way == "counted":
        body = "size_t at = 0;\nfor (int i = 0; i < index; ++i) at += words[at] + 1;\nreturn {words.begin() + at + 1, words.begin() + at + 1 + words[at]};"
        said = "each word is preceded by a byte with its length (which may be 0)"
    else:
        body = "size_t at = 0;\nfor (int i = 0; i < index; ++i)\n  while (words[at++] < 0x80) {\n  }\nstd::vector<uint8_t> word;\nwhile (words[at] < 0x80) word.push_back(words[at++]);\nword.push_back(words[at] & 0x7F);\nreturn word;"
        said = "the last character of a word has bit 7 set, the others have not; the result has it cleared"

    def oracle(words: list[int], index: int) -> list[int]:
        found: list[list[int]] = []
        rest = list(words)
        while rest:
            if way == "counted":
                size = rest.pop(0)
                found.append(rest[:size])
                rest = rest[size:]
            elif way == "ended":
                end = rest.index(stop)
                found.append(rest[:end])
                rest = rest[end + 1 :]
            else:
                end = [one >= 128 for one in rest].index(True)
                found.append([*rest[:end], rest[end] - 128])
                rest = rest[end + 1 :]
        return found[index]

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 6)
        out = b""
        for _ in range(count):
            word = bytes(r.randrange(1, 0x7F) for _ in range(r.randrange(1 if way == "high bit" else 0, 6)))
            if way == "counted":
                out += bytes([len(word)]) + word
            elif way == "ended":
                out += word + bytes([stop])
            else:
                out += word[:-1] + bytes([word[-1] | 0x80])
        return [out, r.randrange(count)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} words, int index)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns word number `index` (from 0, it exists) of a text dictionary in which the words follow one another and {said}.",
            f"How do I fetch an entry of the dictionary? There is no pointer table: {said}. `index` counts from 0 and is valid.",
            f"words back to back; {said}; result: the bytes of word `index`",
            f"The text engine replaces codes by words of a list. The list has no offsets, you have to walk through it: {said}. Get the one with the given number, the first is number 0.",
            f"Dictionary lookup by counting. In the block {said}. Return the characters of entry `index`.",
        ),
    )


def encode_longest_words(rng: random.Random) -> Made:
    first = rng.choice((0x80, 0x88, 0xA0))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; at < text.size();) {
          size_t best = 0;
          int code = 0;
          for (size_t i = 0; i < words.size(); ++i)
            if (words[i].size() > best && text.compare(at, words[i].size(), words[i]) == 0) {
              best = words[i].size();
              code = @first + i;
            }
          out.push_back(best ? code : text[at]);
          at += best ? best : 1;
        }
        return out;
        """,
        first=hexadecimal(first),
    )

    def oracle(text: str, words: list[str]) -> list[int]:
        out = []
        while text:
            fitting = [(len(word), -i) for i, word in enumerate(words) if word and text.startswith(word)]
            if fitting:
                size, place = max(fitting)
                out.append(first - place)
                text = text[size:]
            else:
                out.append(ord(text[0]))
                text = text[1:]
        return out

    def given(r: random.Random) -> list[object]:
        words = ["".join(r.choice("ab ") for _ in range(r.randrange(1, 5))) for _ in range(r.randrange(0, 6))]
        text = "".join(r.choice((*words, "a", "b", "c")) for _ in range(r.randrange(0, 8)))
        return [text, words]

    return Made(
        "std::vector<uint8_t> @f(const std::string& text, const std::vector<std::string>& words)",
        body,
        oracle,
        given,
        (
            f"Write a function that encodes a text with a dictionary: at each position it takes the longest word of `words` that stands there (the first of equal ones) as the code {hexadecimal(first)} + its index and goes on behind it; where no word fits, the character itself goes out. Words are not empty.",
            f"How do I compress dialogue greedily? Left to right, longest matching word first, lowest index on a tie; a word is one byte, {hexadecimal(first)} + index, any other character its ASCII code.",
            f"at p: w = longest words[i] with text[p..] starting with it -> ${first:X} + i, p += |w|; none: text[p], p += 1",
            f"When the user saves a message, frequent words become codes from {hexadecimal(first)} on (the number of the word in the list is added). The longest word at the current place wins, the earlier one if it is in the list twice; letters that begin no word are stored as they are.",
        ),
    )


# Patches


def apply_patch_records(rng: random.Random) -> Made:
    wide = rng.choice((2, 3))
    big = rng.random() < 0.5
    skip = rng.random() < 0.5
    order = list(range(wide))[::-1] if big else list(range(wide))
    address = " | ".join(
        f"patch[at + {i}] << {8 * shift}"
        if i and shift
        else f"patch[at] << {8 * shift}"
        if shift
        else f"patch[at + {i}]"
        if i
        else "patch[at]"
        for i, shift in enumerate(order)
    )
    outside = (
        "if (offset + i < rom.size()) rom[offset + i] = patch[at + i];"
        if skip
        else "{\n    if (offset + i >= rom.size()) rom.resize(offset + i + 1);\n    rom[offset + i] = patch[at + i];\n  }"
    )
    body = f"size_t at = 0;\nwhile (at + {wide} < patch.size()) {{\n  size_t offset = {address};\n  size_t count = patch[at + {wide}];\n  at += {wide + 1};\n  for (size_t i = 0; i < count; ++i) {outside}\n  at += count;\n}}"

    def oracle(rom: list[int], patch: list[int]) -> None:
        rest = list(patch)
        while rest:
            offset = int.from_bytes(bytes(rest[:wide]), "big" if big else "little")
            count = rest[wide]
            data = rest[wide + 1 : wide + 1 + count]
            rest = rest[wide + 1 + count :]
            for place, byte in enumerate(data, offset):
                if place >= len(rom):
                    if skip:
                        continue
                    rom.extend([0] * (place + 1 - len(rom)))
                rom[place] = byte

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 40)
        out = b""
        for _ in range(r.randrange(0, 4)):
            data = r.randbytes(r.randrange(0, 6))
            offset = r.choice((0, max(0, size - 2), size, r.randrange(size + 8)))
            out += offset.to_bytes(wide, "big" if big else "little") + bytes([len(data)]) + data
        return [r.randbytes(size), out]

    head = f"{wide}-byte offset ({'big' if big else 'little'}-endian), a length byte and that many bytes"
    rule = (
        "bytes that would lie beyond its end are left out"
        if skip
        else "where one lies beyond its end, the ROM grows just enough, with zero bytes in a gap"
    )
    return Made(
        f"void @f({BUFFER} rom, {BYTES} patch)",
        body,
        oracle,
        given,
        (
            f"Write a function that applies a patch to a ROM. The patch is a sequence of records up to its end: a {head}. The bytes go to that offset of the ROM, in the order of the records; {rule}.",
            f"How do I apply my own patch format? Records: {head}; no header and no end mark. {rule[0].upper() + rule[1:]}. A length may be 0 and changes nothing. Records are complete.",
            f"patch = {{{'offset' + str(8 * wide) + ('be' if big else 'le')}, n, n bytes}}*; rom[offset..] = bytes; {rule}",
            f"The build makes small difference files: a {head}, one record behind the other. Write them into `rom`, later ones over earlier ones; {rule}.",
        ),
    )


def difference_records(rng: random.Random) -> Made:
    gap = rng.choice((0, 0, 2, 4))
    most = rng.choice((255, 16, 8))
    body = cpp(
        """
        std::vector<uint8_t> patch;
        for (size_t at = 0; at < before.size();) {
          if (before[at] == after[at]) {
            ++at;
            continue;
          }
          size_t end = at + 1;
          for (size_t i = end; i < before.size() && i - end <= @gap && i - at < @most; ++i)
            if (before[i] != after[i]) end = i + 1;
          patch.push_back(at & 0xFF);
          patch.push_back(at >> 8 & 0xFF);
          patch.push_back(end - at);
          patch.insert(patch.end(), after.begin() + at, after.begin() + end);
          at = end;
        }
        return patch;
        """,
        gap=gap,
        most=most,
    )

    def oracle(before: list[int], after: list[int]) -> list[int]:
        places = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        groups: list[list[int]] = []
        for place in places:
            if groups and place - groups[-1][-1] - 1 <= gap and place - groups[-1][0] < most:
                groups[-1].append(place)
            else:
                groups.append([place])
        out: list[int] = []
        for group in groups:
            start, end = group[0], group[-1] + 1
            out += [start % 256, start // 256, end - start, *after[start:end]]
        return out

    def given(r: random.Random) -> list[object]:
        before = bytearray(r.randbytes(r.choice((5, 30, 270))))
        after = bytearray(before)
        for _ in range(r.randrange(0, 5)):
            at = r.randrange(len(after))
            for i in range(at, min(len(after), at + r.choice((1, 2, 3, 9, 20)))):
                if r.random() < 0.8:
                    after[i] ^= r.randrange(1, 256)
        return [bytes(before), bytes(after)]

    join = (
        f"differences with at most {gap} equal bytes between them share a record (those bytes are in it as well)"
        if gap
        else "only directly neighbouring differences share a record"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that makes a patch from two buffers of the same size (at most 65536 bytes). For each place of difference a record: offset (low byte, high byte), length, the new bytes. {join[0].upper() + join[1:]}, as long as the record has no more than {most} bytes; a record starts and ends with a differing byte.",
            f"How do I diff two equally large ROMs into records? Record: 16-bit little-endian offset, length byte, bytes of `after`. From low to high; {join}; a record is at most {most} bytes long, a difference that would exceed it starts the next one.",
            f"{{lo, hi, n, n bytes of after}} for each group of differing offsets; {join}; n <= {most}; first and last byte of a group differ",
            f"The patch tool stores what changed between `before` and `after`: offset word (low byte first), count, new bytes. To save space {join}, but a record may cover no more than {most} bytes. Equal buffers give nothing.",
        ),
    )


def rolling_sum(rng: random.Random) -> Made:
    way = rng.choice(("rotate", "fletcher", "lines", "weights"))
    if way == "rotate":
        turn = rng.choice((1, 3, 5))
        start = rng.choice((0, 0xFFFF, 0x1234))
        body = f"uint16_t sum = {hexadecimal(start)};\nfor (uint8_t byte : data) sum = ((sum << {turn} | sum >> {16 - turn}) & 0xFFFF) ^ byte;\nreturn sum;"
        said = f"start with {hexadecimal(start)}; for each byte rotate the 16-bit sum left by {turn} and XOR it with the byte"
    elif way == "fletcher":
        modulus = rng.choice((255, 256, 251))
        body = f"int a = 0, b = 0;\nfor (uint8_t byte : data) {{\n  a = (a + byte) % {modulus};\n  b = (b + a) % {modulus};\n}}\nreturn b << 8 | a;"
        said = f"a and b start as 0; for each byte a = (a + byte) mod {modulus}, then b = (b + a) mod {modulus}; the result is b * 256 + a"
    elif way == "lines":
        size = rng.choice((4, 8, 16))
        body = f"int sum = 0;\nfor (size_t at = 0; at < data.size(); at += {size}) {{\n  int part = 0;\n  for (size_t i = at; i < at + {size} && i < data.size(); ++i) part ^= data[i];\n  sum += part;\n}}\nreturn sum & 0xFFFF;"
        said = (
            f"XOR the bytes of each block of {size} (the last one may be shorter) and add up these values modulo 65536"
        )
    else:
        factor = rng.choice((3, 7, 31))
        body = f"uint32_t sum = 0;\nfor (size_t i = 0; i < data.size(); ++i) sum += data[i] * (i % {factor} + 1);\nreturn sum & 0xFFFF;"
        said = f"add up each byte times its weight, modulo 65536; the weights are 1, 2 and so on up to {factor}, then again from 1"

    def oracle(data: list[int]) -> int:
        if way == "rotate":
            total = start
            for byte in data:
                digits = f"{total:016b}"
                total = int(digits[turn:] + digits[:turn], 2) ^ byte
            return total
        if way == "fletcher":
            sums = [sum(data[: i + 1]) % modulus for i in range(len(data))]
            return sum(sums) % modulus * 256 + (sums[-1] if sums else 0)
        if way == "lines":
            total = 0
            for i in range(0, len(data), size):
                part = 0
                for byte in data[i : i + size]:
                    part ^= byte
                total += part
            return total % 65536
        return sum(byte * (i % factor + 1) for i, byte in enumerate(data)) % 65536

    return Made(
        f"uint16_t @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.choice((r.randbytes(r.randrange(0, 40)), b"\xff" * r.randrange(300), b"\1\2"))],
        (
            f"Write a function that computes a 16-bit checksum of the bytes: {said}.",
            f"How do I check a save block with this sum? {said[0].upper() + said[1:]}. No bytes: nothing is done, the start value is the result.",
            f"checksum: {said}",
            f"The game guards its settings with a checksum of its own. It works like this: {said}. Compute it for `data`.",
            f"Checksum routine, ported from the game: {said}.",
        ),
    )


RECIPES = (
    unpack_commands,
    packed_length,
    window_unpack,
    best_window_match,
    pack_runs_and_literals,
    unpack_nibble_runs,
    undo_prediction,
    text_with_pairs,
    dictionary_word,
    encode_longest_words,
    apply_patch_records,
    difference_records,
    rolling_sum,
)
