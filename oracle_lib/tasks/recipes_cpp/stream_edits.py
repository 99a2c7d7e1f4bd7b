"""Packed streams looked into and changed without unpacking all: parts, prefixes, joined runs, distances, code books, codes."""

import random
import re
from collections import Counter
from itertools import groupby

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _form(least: int) -> str:
    return f"a byte c below 0x80 is followed by c + 1 bytes as they are; from 0x80 on, c - 0x80 + {least} times the byte that follows"


def _commands(data: list[int], least: int) -> list[tuple[str, int, bytes]]:
    """Kind, size of the output and argument bytes of each command."""
    out, rest = [], bytes(data)
    while rest:
        if rest[0] < 128:
            out.append(("raw", rest[0] + 1, rest[1 : rest[0] + 2]))
        else:
            out.append(("run", rest[0] - 128 + least, rest[1:2]))
        if len(out[-1][2]) != (1 if rest[0] >= 128 else rest[0] + 1):
            raise ValueError("cut off")
        rest = rest[1 + len(out[-1][2]) :]
    return out


def _stream(r: random.Random, most: int = 5) -> bytes:
    out = b""
    for _ in range(r.randrange(most + 1)):
        if r.random() < 0.5:
            size = r.randrange(1, 5)
            out += bytes([size - 1]) + r.randbytes(size)
        else:
            out += bytes([0x80 + r.randrange(6), r.choice((0, 1, 0xFF))])
    return out


def command_of_output(rng: random.Random) -> Made:
    least = rng.choice((1, 2, 3))
    wanted = rng.choice(("offset", "number"))
    body = cpp(
        """
        size_t made = 0;
        @head
        for (size_t at = 0; at < data.size(); @number) {
          const size_t size = data[at] < 0x80 ? data[at] + 1 : data[at] - 0x80 + @least;
          made += size;
          if (place < made) return @result;
          at += data[at] < 0x80 ? 1 + size : 2;
        }
        return -1;
        """,
        head="int number = 0;" if wanted == "number" else "",
        number="++number" if wanted == "number" else "",
        least=least,
        result="number" if wanted == "number" else "at",
    ).replace("\n\n", "\n")
    body = body.replace("data.size(); )", "data.size();)")

    def oracle(data: list[int], place: int) -> int:
        owners: list[int] = []
        offset = 0
        for i, (_, size, arguments) in enumerate(_commands(data, least)):
            owners += [i if wanted == "number" else offset] * size
            offset += 1 + len(arguments)
        return owners[place] if place < len(owners) else -1

    goal = (
        "the number of the command, from 0," if wanted == "number" else "the offset of the command byte of the command"
    )
    return Made(
        f"int @f({BYTES} data, size_t place)",
        body,
        oracle,
        lambda r: [_stream(r), r.choice((0, 1, 5, r.randrange(24)))],
        (
            f"Write a function that finds out where in a packed block an unpacked byte comes from: {_form(least)}. Return {goal} that makes byte number `place` of the output, or -1 if the output is not that long. The data are complete commands.",
            f"RLE stream ({_form(least)}): {goal} that produces output byte `place`; -1 past the end",
            f"I want to change one byte of a packed map without repacking it. Which command makes it? Format: {_form(least)}. Give me {goal} that writes output byte `place` (from 0), -1 if there is no such byte. No command is cut off.",
            f"Map an output position back to the input. {_form(least)[0].upper() + _form(least)[1:]}; result: {goal} responsible for it, else -1. Whole commands only.",
        ),
    )


def part_of_stream(rng: random.Random) -> Made:
    least = rng.choice((1, 2, 3))
    body = cpp(
        """
        std::vector<uint8_t> part;
        size_t place = 0;
        for (size_t at = 0; at < data.size() && part.size() < count;) {
          const bool run = data[at] >= 0x80;
          const size_t size = run ? data[at] - 0x80 + @least : data[at] + 1;
          for (size_t i = 0; i < size && part.size() < count; ++i, ++place)
            if (place >= start) part.push_back(data[at + 1 + (run ? 0 : i)]);
          at += run ? 2 : 1 + size;
        }
        return part;
        """,
        least=least,
    )

    def oracle(data: list[int], start: int, count: int) -> bytes:
        out = b"".join(
            arguments if kind == "raw" else arguments * size for kind, size, arguments in _commands(data, least)
        )
        return out[start : start + count]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, size_t start, size_t count)",
        body,
        oracle,
        lambda r: [_stream(r), r.randrange(10), r.choice((0, 1, 4, 30, r.randrange(12)))],
        (
            f"Write a function that unpacks only a part of a block: the `count` bytes from output position `start` on, fewer if the output ends before. Packed form: {_form(least)}. The data are complete commands.",
            f"output[start, start + count) of an RLE stream ({_form(least)}), cut at the end of the output",
            f"A preview needs just some rows of a packed map. Unpack `count` bytes beginning with output byte `start` (as many as there are). Format: {_form(least)}; no command is cut off.",
            f"Partial decode. {_form(least)[0].upper() + _form(least)[1:]}. Return what the output has at start ... start + count - 1.",
        ),
    )


def shortened_stream(rng: random.Random) -> Made:
    least = rng.choice((1, 2))
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (size_t at = 0; at < data.size() && size > 0;) {
          const bool run = data[at] >= 0x80;
          const int made = run ? data[at] - 0x80 + @least : data[at] + 1;
          const int kept = std::min(made, size);
          @short
          result.push_back(run ? 0x80 + kept - @least : kept - 1);
          result.insert(result.end(), data.begin() + at + 1, data.begin() + at + 1 + (run ? 1 : kept));
          size -= kept;
          at += run ? 2 : 1 + made;
        }
        return result;
        """,
        least=least,
        short="if (run && kept < 2) {\n    result.insert(result.end(), {0, data[at + 1]});\n    return result;\n  }"
        if least == 2
        else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(data: list[int], size: int) -> bytes:
        out = b""
        for kind, made, arguments in _commands(data, least):
            kept = min(made, size)
            size -= kept
            if not kept:
                break
            if kind == "raw":
                out += bytes([kept - 1]) + arguments[:kept]
            elif kept < least:
                out += b"\0" + arguments
            else:
                out += bytes([128 + kept - least]) + arguments
        return out

    one = " (if just one byte of a run is left, it becomes a command for a single byte as it is)" if least == 2 else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, int size)",
        body,
        oracle,
        lambda r: [_stream(r), r.randrange(20)],
        (
            f"Write a function that shortens a packed block so that it unpacks to its first `size` bytes (0 or more). Form: {_form(least)}. Commands before that place stay as they are, the one that reaches beyond it gets a smaller count{one}, later ones are dropped. If the block makes no more than `size` bytes anyway, it is returned unchanged. The data are complete commands.",
            f"truncate an RLE stream to `size` output bytes: {_form(least)}; only the last kept command changes{one}",
            f"My map got smaller, so its packed data should end earlier: after `size` unpacked bytes. Keep all commands up to there and cut the one in which that place lies{one}. Format: {_form(least)}. A shorter block stays whole; nothing is cut off in it.",
            f"Cut packed data at output position `size` without repacking. {_form(least)[0].upper() + _form(least)[1:]}. The command across the border is shortened{one}.",
        ),
    )


def joined_runs(rng: random.Random) -> Made:
    most = rng.choice((255, 16, 10))
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (size_t i = 0; i + 1 < pairs.size(); i += 2) {
          int count = pairs[i];
          if (!result.empty() && result.back() == pairs[i + 1]) {
            uint8_t& last = result[result.size() - 2];
            const int more = std::min(count, @most - last);
            last += more;
            count -= more;
          }
          if (count > 0) result.insert(result.end(), {uint8_t(count), pairs[i + 1]});
        }
        return result;
        """,
        most=most,
    )

    def oracle(pairs: list[int]) -> list[int]:
        values = [value for count, value in zip(pairs[::2], pairs[1::2], strict=False) for _ in range(count)]
        out = []
        for value, group in groupby(values):
            size = len(list(group))
            while size > 0:
                out += [min(size, most), value]
                size -= most
        return out

    def given(r: random.Random) -> list[bytes]:
        return [
            b"".join(
                bytes([r.choice((0, 1, most, most - 1, r.randrange(most + 1))), r.choice((5, 5, 9))])
                for _ in range(r.randrange(7))
            )
        ]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} pairs)",
        body,
        oracle,
        given,
        (
            f"Write a function that tidies run lengths: the data are pairs of count (0 to {most}) and value. Neighbouring runs of the same value are joined, runs of 0 disappear (so that runs around them may join too), and no count exceeds {most}: a longer run is stored as runs of {most} and a last one with the rest.",
            f"normalise [count][value] pairs: drop zero counts, merge equal neighbours, split at {most} (full ones first)",
            f"After many edits my run-length data have needless pieces. Make them minimal: per stretch of the same value runs of {most} as often as possible, then the rest; counts of 0 go away. Pairs are count (at most {most}), value.",
            f"Canonical form of count/value pairs, counts 1 to {most}, equal values only next to each other when the earlier count is {most}.",
        ),
    )


def farthest_copy(rng: random.Random) -> Made:
    wanted = rng.choice(("farthest", "bad"))
    plus = rng.choice((2, 3))
    body = cpp(
        """
        @head
        size_t made = 0;
        for (size_t at = 0; at < data.size();) {
          if (data[at] < 0x80) {
            made += data[at] + 1;
            at += data[at] + 2;
          } else {
            const int distance = data[at + 1] + 1;
            @test
            made += data[at] - 0x80 + @plus;
            at += 2;
          }
        }
        return @end;
        """,
        head="int farthest = 0;" if wanted == "farthest" else "",
        test="farthest = std::max(farthest, distance);"
        if wanted == "farthest"
        else "if (distance > int(made)) return at;",
        plus=plus,
        end="farthest" if wanted == "farthest" else "-1",
    )
    if wanted == "farthest":
        body = (
            body.replace("size_t made = 0;\n", "")
            .replace("    made += data[at] + 1;\n", "")
            .replace(f"    made += data[at] - 0x80 + {plus};\n", "")
        )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(data: list[int]) -> int:
        rest, made, offset, distances = bytes(data), 0, 0, [0]
        while rest:
            if rest[0] >= 128:
                distances.append(1 + rest[1])
                if wanted == "bad" and made <= rest[1]:
                    return offset
                made, used = made + rest[0] - 128 + plus, 2
            else:
                made, used = made + rest[0] + 1, rest[0] + 2
            rest, offset = rest[used:], offset + used
        return max(distances) if wanted == "farthest" else -1

    def given(r: random.Random) -> list[bytes]:
        out, made = b"", 0
        for _ in range(r.randrange(1, 9)):
            if r.random() < 0.5 or not made:
                size = r.randrange(1, 5)
                out += bytes([size - 1]) + r.randbytes(size)
                made += size
            else:
                code, bad = r.randrange(5), wanted == "bad" and r.random() < 0.35
                out += bytes([0x80 + code, made if bad else r.randrange(made)])
                made += code + plus
        return [out]

    form = f"a byte c below 0x80 is followed by c + 1 literal bytes; from 0x80 on, c - 0x80 + {plus} bytes are copied from earlier output, and a byte d that follows tells the distance, d + 1 bytes back"
    goal = (
        "the greatest distance that a copy uses, 0 without copies, whether or not that is valid"
        if wanted == "farthest"
        else "the offset (in the packed data) of the first copy that would start before the beginning of the output, or -1 if there is none"
    )
    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that examines a packed block: {form}. Return {goal}. All commands are complete.",
            f"LZ stream ({form}): {goal}",
            f"{'How large must the window buffer of my decoder be' if wanted == 'farthest' else 'Is this packed data broken'}? Format: {form}. I need {goal}; no command is cut off.",
            f"Scan without unpacking: {goal}. {form[0].upper() + form[1:]}.",
        ),
    )


def repeating_period(rng: random.Random) -> Made:
    most = rng.choice((4, 8, 16))
    wanted = rng.choice(("period", "length"))
    body = (
        cpp(
            """
            for (size_t period = 1; period <= @most && period < data.size(); ++period)
              if (std::equal(data.begin() + period, data.end(), data.begin())) return period;
            return 0;
            """,
            most=most,
        )
        if wanted == "period"
        else cpp(
            """
            size_t best = 0;
            for (size_t period = 1; period <= @most && at + period < data.size(); ++period) {
              size_t end = at + period;
              while (end < data.size() && data[end] == data[end - period]) ++end;
              if (end > at + period) best = std::max(best, end - at);
            }
            return best;
            """,
            most=most,
        )
    )

    def oracle(data: list[int], at: int = 0) -> int:
        part = data[at:]
        lengths = {}
        for p in range(1, min(most, len(part) - 1) + 1):
            pattern = (part[:p] * (len(part) // p + 1))[: len(part)]
            same = next((i for i, (a, b) in enumerate(zip(part, pattern, strict=True)) if a != b), len(part))
            lengths[p] = same if same > p else 0
        if wanted == "period":
            return next((p for p, n in lengths.items() if n == len(part)), 0)
        return max(lengths.values(), default=0)

    def given(r: random.Random) -> list[object]:
        pattern = bytes(r.randrange(3) for _ in range(r.randrange(1, most + 2)))
        data = (pattern * 12)[: r.randrange(1, 20)] + r.choice((b"", b"", b"\7"))
        return [data] if wanted == "period" else [data, r.choice((0, 0, r.randrange(len(data))))]

    goal = (
        f"the smallest number p from 1 to {most}, below the number of bytes, for which each byte is equal to the one p places before it (where there is one), or 0 if there is none"
        if wanted == "period"
        else f"how many bytes from offset `at` on (inside the data) consist of a pattern of 1 to {most} bytes that is repeated: the most for any pattern size p, where each byte from at + p on is equal to the one p places before it, and at least one such byte is there; 0 if there is no repetition"
    )
    return Made(
        f"size_t @f({BYTES} data{'' if wanted == 'period' else ', size_t at'})",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}.",
            f"{goal}",
            f"A fill command of my packer repeats a short pattern. To use it I need {goal}.",
            f"Pattern detection for compression: {goal}.",
        ),
    )


def canonical_codes(rng: random.Random) -> Made:
    wanted = rng.choice(("codes", "valid"))
    body = (
        cpp(
            """
            std::vector<uint16_t> codes(lengths.size());
            int code = 0;
            for (int length = 1; length <= 15; ++length) {
              for (size_t i = 0; i < lengths.size(); ++i)
                if (lengths[i] == length) codes[i] = code++;
              code <<= 1;
            }
            return codes;
            """
        )
        if wanted == "codes"
        else cpp(
            """
            int used = 0;
            for (uint8_t length : lengths) {
              if (length > 15) return false;
              if (length > 0) used += 0x8000 >> length;
            }
            return used == 0x8000;
            """
        )
    )

    def oracle(lengths: list[int]) -> object:
        if wanted == "valid":
            return max(lengths, default=0) < 16 and sum(2.0**-one for one in lengths if one) == 1
        codes, code, last = [0] * len(lengths), -1, 0
        for length, i in sorted((one, i) for i, one in enumerate(lengths) if one):
            code = (code + 1) * 2 ** (length - last) if last else 0
            codes[i], last = code, length
        if code >= 65536 or max(lengths, default=0) > 15:
            raise ValueError("too many codes")
        return codes

    def given(r: random.Random) -> list[bytes]:
        lengths = [0]
        for _ in range(r.randrange(7)):
            at = r.randrange(len(lengths))
            lengths[at] += 1
            lengths.append(lengths[at])
        if wanted == "valid" and r.random() < 0.5:
            lengths[-1] = r.choice((lengths[-1] + 1, 16, 1, 0))
        if len(lengths) == 1:
            lengths = [r.choice((0, 1))]
        lengths += [0] * r.randrange(3)
        r.shuffle(lengths)
        return [bytes(lengths)]

    if wanted == "codes":
        asks = (
            "Write a function that assigns canonical Huffman codes. lengths[i] is the number of bits (1 to 15) of symbol i, 0 if it does not occur. Codes are given out by ascending length, symbols of equal length in their order: the first code is 0, each next one is one higher, and whenever the length grows zeros are appended. Symbols that do not occur get 0. The lengths are possible.",
            "canonical Huffman codes from bit lengths (0 = unused -> 0), as in DEFLATE",
            "My packer stores only the code lengths of a Huffman tree (0 for unused symbols, at most 15). Make the codes: shortest first, equal lengths by symbol number, counting up from 0 and shifting left where codes get longer. Unused: 0. The lengths fit.",
            "Code lengths -> canonical prefix codes (numeric value of each; length 0 gives 0), valid lengths up to 15.",
        )
    else:
        asks = (
            "Write a function that checks the code lengths of a Huffman tree: lengths[i] is the number of bits of symbol i, 0 for symbols that do not occur. They are right if none is greater than 15 and the tree is exactly full, that is, the sum of 2 to the power of -length over all symbols that occur is 1.",
            "Kraft sum over the nonzero lengths == 1 and all <= 15?",
            "Before I build a decoding table: do these code lengths (0 = unused, at most 15 allowed) describe a complete prefix code, neither too many codes nor unused ones? That is the case if the 2^-length of the used symbols add up to 1.",
            "Validate Huffman code lengths: maximum 15, complete tree (sum of 2^-length of symbols with length > 0 is exactly 1).",
        )
    return Made(
        f"{'std::vector<uint16_t>' if wanted == 'codes' else 'bool'} @f({BYTES} lengths)",
        body,
        oracle,
        given,
        asks,
    )


def nibble_code_book(rng: random.Random) -> Made:
    back = rng.random() < 0.6
    if back:
        body = cpp(
            """
            std::vector<uint8_t> nibbles, result;
            for (uint8_t byte : data) {
              nibbles.push_back(byte >> 4);
              nibbles.push_back(byte & 15);
            }
            for (size_t at = 0; at < nibbles.size() && result.size() < size;) {
              if (nibbles[at] < 15) {
                result.push_back(book[nibbles[at++]]);
              } else {
                if (at + 2 >= nibbles.size()) break;
                result.push_back(nibbles[at + 1] << 4 | nibbles[at + 2]);
                at += 3;
              }
            }
            return result;
            """
        )
        signature = f"std::vector<uint8_t> @f({BYTES} book, {BYTES} data, size_t size)"
    else:
        body = cpp(
            """
            std::array<int, 256> counts{};
            for (uint8_t byte : data) ++counts[byte];
            std::vector<uint8_t> book(256);
            std::iota(book.begin(), book.end(), 0);
            std::stable_sort(book.begin(), book.end(), [&](uint8_t a, uint8_t b) { return counts[a] > counts[b]; });
            int size = 15 * 2;
            for (int i = 0; i < 256; ++i) size += counts[book[i]] * (i < 15 ? 1 : 3);
            return (size + 1) / 2;
            """
        )
        signature = f"int @f({BYTES} data)"

    def oracle(first: list[int], data: list[int] | None = None, size: int = 0) -> object:
        if data is None:
            common = sum(count for _, count in Counter(first).most_common(15))
            nibbles = common + 3 * (len(first) - common)
            return 15 + -(-nibbles // 2)
        if len(first) < 15:
            raise ValueError("short book")
        text, out = bytes(data).hex(), list[int]()
        while len(out) < size and text:
            if text[0] != "f":
                out.append(first[int(text[0], 16)])
                text = text[1:]
            elif len(text) < 3:
                break
            else:
                out.append(int(text[1:3], 16))
                text = text[3:]
        return out

    def given(r: random.Random) -> list[object]:
        if back:
            data = bytes(r.choice((r.randrange(256), 0xF0 | r.randrange(16))) for _ in range(r.randrange(8)))
            return [r.randbytes(15), data, r.randrange(16)]
        return [bytes(r.choice((r.randrange(5), r.randrange(40))) for _ in range(r.randrange(60)))]

    form = "a nibble 0 to 14 stands for a byte of a book of 15 bytes, a nibble 15 is followed by the two nibbles of any byte, upper one first; the upper nibble of a data byte comes first"
    asks = (
        (
            f"Write a function that unpacks data in nibbles: {form}. Stop after `size` bytes, or where the data end (a byte that is not complete there is dropped). `book` has 15 bytes.",
            "nibble codes: 0-14 -> book[n], 15 -> next two nibbles as a literal byte (high first); high nibbles first; at most `size` bytes, drop an incomplete literal",
            f"Text of this game takes half a byte for common letters: {form}. Decode `size` bytes, fewer if the data run out (also in the middle of a literal, which then gives nothing).",
            f"Decoder: {form}. Up to `size` output bytes; book.size() is 15.",
        )
        if back
        else (
            "Write a function that predicts a packed size: the 15 most frequent byte values are written first, as a book of 15 bytes (always all 15). Then each byte of the data takes one nibble if its value is in the book, otherwise three. An odd number of nibbles is rounded up to a whole byte. Return the number of bytes in all.",
            "size of: 15-byte book of the most frequent values + 1 nibble per byte in the book, 3 per other byte, rounded up to bytes",
            "Would it pay to code the 15 most common bytes in a nibble and all others in three? Tell me the size with the table of these 15 bytes in front (it has 15 bytes even if there are fewer values); half a byte at the end counts as one.",
            "15 + ceil(nibbles / 2), where bytes with one of the 15 most frequent values need 1 nibble and others 3.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def counted_text(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    one = rng.random() < 0.5
    if back:
        body = cpp(
            """
            std::string result;
            int count = 0;
            bool number = false;
            for (char c : text) {
              if (std::isdigit(c)) {
                count = count * 10 + c - '0';
                number = true;
                if (count > 99) return "";
                continue;
              }
              @strict
              result.append(number ? count : 1, c);
              count = 0;
              number = false;
            }
            return number ? "" : result;
            """,
            strict="" if one else 'if (!number) return "";',
        )
    else:
        body = cpp(
            """
            std::string text;
            for (size_t at = 0; at < row.size();) {
              size_t end = at;
              while (end < row.size() && row[end] == row[at] && end - at < 99) ++end;
              @number
              text += row[at];
              at = end;
            }
            return text;
            """,
            number="if (end - at > 1) text += std::to_string(end - at);"
            if one
            else "text += std::to_string(end - at);",
        )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(text: str) -> str:
        if back:
            digits = "[0-9]*" if one else "[0-9]+"
            if not re.fullmatch(f"({digits}[^0-9])*", text):
                return ""
            parts = re.findall("([0-9]*)([^0-9])", text)
            if any(int(n or 1) > 99 for n, _ in parts):
                return ""
            return "".join(c * int(n or 1) for n, c in parts)
        out = ""
        for c, group in groupby(text):
            size = len(list(group))
            while size:
                part = min(size, 99)
                out += ("" if one and part == 1 else str(part)) + c
                size -= part
        return out

    def given(r: random.Random) -> list[str]:
        if back:
            text = "".join(
                r.choice(("3#", "12.", "2A", "1x", "A" if one else "4A", "0b")) for _ in range(r.randrange(5))
            )
            return [text + (r.choice(("7", "100#", "##")) if r.random() < 0.2 else "")]
        return ["".join(r.choice("#.A") * r.choice((1, 2, 3, 99, 100, 1)) for _ in range(r.randrange(4)))]

    single = "a single one has no number" if one else "also a single one has its number"
    asks = (
        (
            f'Write a function that expands a row of a text map such as "3#{"." if one else "1."}2A" to "###.AA": a decimal number from 0 to 99 and the character that is repeated so often{"; without a number it stands once" if one else ""}. Characters are anything but digits. A number above 99, a number without character{"" if one else " or a character without number"} makes the result empty.',
            f'"3#{"" if one else "1"}.2A" -> "###.AA" (counts 0-99{", default 1" if one else ", required"}); malformed: empty',
            f'Level rows in my text format are run-length coded: number, then the character (no digit), e.g. 3# for ###{"; a missing number means 1" if one else ""}. Expand a row; return "" for a count above 99 or {"a number at the end" if one else "a missing number or character"}.',
            f"Decode count+character pairs in text; counts up to 99{', optional' if one else ', mandatory'}; invalid text gives an empty string.",
        )
        if back
        else (
            f"Write a function that shortens a row of a text map: each run of the same character (there are no digits) becomes its length in decimal and the character; {single}. A run is cut after 99 characters, and the rest is a run of its own.",
            f'"###.AA" -> "3#{"" if one else "1"}.2A" (runs of at most 99, greedy; {single})',
            f"For my text level format: replace runs by number and character, like 3# for ###; {single}. Longer than 99: start again. Digits don't occur in rows.",
            f"Text run-length encoder, count before character, at most 99 per run, {single}.",
        )
    )
    return Made(f"std::string @f(const std::string& {'text' if back else 'row'})", body, oracle, given, asks)


RECIPES = (
    command_of_output,
    part_of_stream,
    shortened_stream,
    joined_runs,
    farthest_copy,
    repeating_period,
    canonical_codes,
    nibble_code_book,
    counted_text,
)
