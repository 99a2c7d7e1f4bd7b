"""Streams of bits, nibbles and tokens: codes of several lengths, escapes, chunks and tags, symbols of passwords; both ways."""

import base64
import random
from itertools import groupby

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "compression"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _bits(data: list[int] | bytes, high: bool) -> str:
    return "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in data)


def _bytes(bits: str, high: bool) -> bytes:
    bits += "0" * (-len(bits) % 8)
    parts = [bits[i : i + 8] for i in range(0, len(bits), 8)]
    return bytes(int(one if high else one[::-1], 2) for one in parts)


def gamma_codes(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    if back:
        body = cpp(
            """
            std::vector<bool> bits;
            for (uint8_t number : numbers) {
              int width = 0;
              while (number >> width > 1) ++width;
              bits.insert(bits.end(), width, false);
              for (int bit = width; bit >= 0; --bit) bits.push_back(number >> bit & 1);
            }
            std::vector<uint8_t> data((bits.size() + 7) / 8);
            for (size_t i = 0; i < bits.size(); ++i)
              if (bits[i]) data[i / 8] |= 0x80 >> i % 8;
            return data;
            """
        )
    else:
        body = cpp(
            """
            size_t place = 0;
            auto bit = [&] { return place < data.size() * 8 ? data[place / 8] >> (7 - place % 8) & 1 : 0; };
            std::vector<uint16_t> numbers;
            while (int(numbers.size()) < count) {
              int zeros = 0;
              while (place < data.size() * 8 && bit() == 0) ++zeros, ++place;
              if (place + zeros + 1 > data.size() * 8) break;
              int number = 0;
              for (int i = 0; i <= zeros; ++i, ++place) number = number << 1 | bit();
              numbers.push_back(number);
            }
            return numbers;
            """
        )

    def oracle(data: list[int], count: int = 0) -> object:
        if back:
            return _bytes("".join("0" * (one.bit_length() - 1) + f"{one:b}" for one in data), True)
        text, out = _bits(data, True), list[int]()
        while len(out) < count and "1" in text:
            zeros = text.index("1")
            code = text[zeros : 2 * zeros + 1]
            if len(code) < zeros + 1:
                break
            out.append(int(code, 2))
            text = text[2 * zeros + 1 :]
        return out

    def given(r: random.Random) -> list[object]:
        numbers = [r.choice((1, 1, 2, 3, 4, 9, 100, 255)) for _ in range(r.randrange(6))]
        if back:
            return [bytes(numbers)]
        data = _bytes("".join("0" * (one.bit_length() - 1) + f"{one:b}" for one in numbers), True)
        return [data[: len(data) - r.choice((0, 0, 0, 1))], len(numbers) + r.choice((0, 0, -1, 1))]

    form = "as many 0 bits as the number has binary digits after its first 1, then all its digits from that 1 on; bits fill a byte from bit 7 down"
    asks = (
        (
            f"Write a function that writes numbers (1 to 255) as Elias gamma codes: {form}. Unused bits of the last byte are 0.",
            "Elias gamma encode (MSB first, zero padding), all numbers >= 1",
            f"For my own packer: lengths are stored as gamma codes, {form}. Encode the list (no zeros in it), the rest of the last byte is 0.",
            f"numbers -> bit stream of Elias gamma codes ({form}); pad with 0 bits.",
        )
        if back
        else (
            f"Write a function that reads `count` numbers in Elias gamma code: {form}. If the data end before a code is complete, return those read until then. No number has more than 16 digits.",
            "decode `count` Elias gamma codes, MSB first; stop early at an incomplete one; values fit 16 bits",
            f"The lengths in this compressed block are gamma codes: {form}. Read the next `count` of them from the start of `data`, fewer if the bits run out.",
            f"Bit reader for gamma codes ({form}); returns up to `count` numbers, only complete ones. They're below 65536.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} numbers)" if back else f"std::vector<uint16_t> @f({BYTES} data, int count)",
        body,
        oracle,
        given,
        asks,
    )


def nibble_numbers(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    high_first = rng.random() < 0.6
    a, b = ("byte >> 4", "byte & 15") if high_first else ("byte & 15", "byte >> 4")
    if back:
        join = "nibbles[i] << 4 | second" if high_first else "nibbles[i] | second << 4"
        body = cpp(
            """
            std::vector<int> nibbles;
            for (uint16_t number : numbers) {
              int digits = 1;
              while (number >> 3 * digits) ++digits;
              while (digits-- > 0) nibbles.push_back((number >> 3 * digits & 7) | (digits > 0 ? 8 : 0));
            }
            std::vector<uint8_t> data;
            for (size_t i = 0; i < nibbles.size(); i += 2) {
              const int second = i + 1 < nibbles.size() ? nibbles[i + 1] : 0;
              data.push_back(@join);
            }
            return data;
            """,
            join=join,
        )
    else:
        body = cpp(
            """
            std::vector<uint16_t> numbers;
            uint16_t number = 0;
            for (uint8_t byte : data)
              for (int nibble : {@a, @b}) {
                number = number << 3 | (nibble & 7);
                if (nibble & 8) continue;
                numbers.push_back(number);
                number = 0;
              }
            return numbers;
            """,
            a=a,
            b=b,
        )

    def oracle(data: list[int]) -> object:
        if back:
            digits = []
            for one in data:
                octal = f"{one:o}"
                digits += [int(d) + 8 for d in octal[:-1]] + [int(octal[-1])]
            digits += [0] * (len(digits) % 2)
            pairs = zip(digits[::2], digits[1::2], strict=True)
            return [x * 16 + y if high_first else y * 16 + x for x, y in pairs]
        out, text = [], ""
        for digit in "".join(f"{one:02x}" if high_first else f"{one:02x}"[::-1] for one in data):
            text += str(int(digit, 16) % 8)
            if digit in "01234567":
                out.append(int(text, 8) % 65536)
                text = ""
        return out

    def given(r: random.Random) -> list[object]:
        if back:
            return [
                [r.choice((0, 1, 7, 8, 63, 64, 511, 512, 65535, r.randrange(65536))) for _ in range(r.randrange(6))]
            ]
        return [r.randbytes(r.randrange(7))]

    order = "the upper nibble of a byte comes first" if high_first else "the lower nibble of a byte comes first"
    form = f"three bits a nibble, the most significant first, with bit 3 of a nibble set if more nibbles of the number follow; {order}"
    asks = (
        (
            f"Write a function that packs 16-bit numbers in nibbles: {form}. A number takes as few nibbles as possible, 0 takes one. If the number of nibbles is odd the last byte is filled up with a nibble 0.",
            f"numbers -> nibble varints (3 bits each, MS group first, bit 3 = continued, minimal, {order}, pad nibble 0)",
            f"Small numbers should cost half a byte. Store each one with {form}; no needless nibbles, and a 0 nibble at the end if one is left over.",
            f"Variable-length nibble encoder: {form}. Minimal length per number; odd count -> final nibble 0.",
        )
        if back
        else (
            f"Write a function that reads numbers stored in nibbles: {form}. Numbers are kept to their lowest 16 bits; one whose last nibble is missing at the end is dropped.",
            f"decode nibble varints: 3 bits each, MS group first, bit 3 = continued, {order}; 16-bit wrap; drop an unfinished one",
            f"This table has numbers of variable length: {form}. List them all (uint16_t, higher bits get lost). An incomplete one at the end doesn't count; a filling nibble can't be told from a 0, so it is one.",
            f"data -> numbers. {form[0].upper() + form[1:]}. Unterminated last number: ignore; overflow: modulo 65536.",
        )
    )
    return Made(
        "std::vector<uint8_t> @f(const std::vector<uint16_t>& numbers)"
        if back
        else f"std::vector<uint16_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        asks,
    )


def zero_runs(rng: random.Random) -> Made:
    value = rng.choice((0, 0xFF, 0x20))
    plus = rng.choice((0, 1))
    back = rng.random() < 0.5
    most = 255 + plus
    if back:
        body = cpp(
            """
            std::vector<uint8_t> packed;
            for (size_t i = 0; i < data.size();) {
              if (data[i] != @value) {
                packed.push_back(data[i++]);
                continue;
              }
              size_t run = 0;
              while (i < data.size() && data[i] == @value && run < @most) ++run, ++i;
              packed.push_back(@value);
              packed.push_back(run@minus);
            }
            return packed;
            """,
            value=hexadecimal(value),
            most=most,
            minus=" - 1" if plus else "",
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> data;
            for (size_t i = 0; i < packed.size(); ++i) {
              if (packed[i] != @value) data.push_back(packed[i]);
              else if (i + 1 < packed.size()) data.insert(data.end(), packed[++i]@plus, @value);
            }
            return data;
            """,
            value=hexadecimal(value),
            plus=" + 1" if plus else "",
        )

    def oracle(data: list[int]) -> list[int]:
        out: list[int] = []
        if back:
            for same, group in groupby(data):
                count = len(list(group))
                if same != value:
                    out += [same] * count
                while same == value and count:
                    part = min(count, most)
                    out += [value, part - plus]
                    count -= part
            return out
        stream = iter(data)
        for one in stream:
            if one != value:
                out.append(one)
            else:
                out += [value] * (next(stream, -plus) + plus)
        return out

    def given(r: random.Random) -> list[bytes]:
        if back:
            return [
                b"".join(
                    r.choice((bytes([value]) * r.choice((1, 2, 5, 255, 256, 257)), r.randbytes(2)))
                    for _ in range(r.randrange(5))
                )
            ]
        return [b"".join(r.choice((bytes([value, r.randrange(6)]), r.randbytes(1))) for _ in range(r.randrange(8)))]

    form = f"a byte 0x{value:02X} is followed by {'the number of further ones' if plus else 'how many of them there are'}, every other byte stands for itself"
    asks = (
        (
            f"Write a function that compresses only runs of the byte 0x{value:02X}: {form}. A run is taken as long as possible, at most {most} in one piece.",
            f"RLE for ${value:02X} only: [${value:02X}][count{' - 1' if plus else ''}] (max {most} each, greedy), literals otherwise",
            f"My maps are full of ${value:02X}. Pack each run of it as two bytes: {form}. Runs longer than {most} go on with another pair.",
            f"Run coding of a single value, 0x{value:02X} ({form}); maximal runs, cut after {most}.",
        )
        if back
        else (
            f"Write a function that expands data in which only the byte 0x{value:02X} is run-length coded: {form}. If the data end right behind a 0x{value:02X} this one yields nothing.",
            f"expand: ${value:02X} n -> n{' + 1' if plus else ''} times ${value:02X}; other bytes literal; a lone ${value:02X} at the end gives nothing",
            f"Decoder for my map format: {form}. A final ${value:02X} without its number is to be ignored.",
            f"Undo single-value RLE (0x{value:02X}): {form}; a count of 0 gives {'one byte' if plus else 'none'}, a missing count at the end none.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} {'data' if back else 'packed'})",
        body,
        oracle,
        given,
        asks,
    )


def escaped_frames(rng: random.Random) -> Made:
    end, escape = rng.choice(((0xC0, 0xDB), (0x7E, 0x7D), (0xFF, 0xFE)))
    way = rng.choice(("encode", "decode", "count"))
    if way == "encode":
        body = f"std::vector<uint8_t> frame;\nfor (uint8_t byte : data) {{\n  if (byte == {hexadecimal(end)} || byte == {hexadecimal(escape)}) {{\n    frame.push_back({hexadecimal(escape)});\n    byte ^= 0x20;\n  }}\n  frame.push_back(byte);\n}}\nframe.push_back({hexadecimal(end)});\nreturn frame;"
    elif way == "decode":
        body = f"std::vector<uint8_t> data;\nfor (size_t i = 0; i < frame.size() && frame[i] != {hexadecimal(end)}; ++i) {{\n  if (frame[i] != {hexadecimal(escape)}) data.push_back(frame[i]);\n  else if (++i < frame.size()) data.push_back(frame[i] ^ 0x20);\n}}\nreturn data;"
    else:
        body = f"int size = data.size() + 1;\nfor (uint8_t byte : data) size += byte == {hexadecimal(end)} || byte == {hexadecimal(escape)};\nreturn size;"

    def oracle(data: list[int]) -> object:
        if way == "decode":
            out, stream = [], iter(data)
            for one in stream:
                if one == end:
                    break
                if one == escape:
                    after = next(stream, None)
                    out += [] if after is None else [after ^ 32]
                else:
                    out.append(one)
            return out
        coded = bytes(data).replace(bytes([escape]), bytes([escape, escape ^ 32]))
        coded = coded.replace(bytes([end]), bytes([escape, end ^ 32])) + bytes([end])
        return coded if way == "encode" else len(coded)

    def given(r: random.Random) -> list[bytes]:
        pool = (escape, escape ^ 32, end ^ 32, 1, 2, r.randrange(256))
        data = bytes(r.choice((*pool, end) if way != "decode" else pool) for _ in range(r.randrange(9)))
        return [data + (r.choice((b"", bytes([end]), bytes([end, 9]))) if way == "decode" else b"")]

    form = f"0x{end:02X} ends the block; where 0x{end:02X} or 0x{escape:02X} occur in the data they are stored as 0x{escape:02X} and the byte XOR 0x20"
    asks = {
        "encode": (
            f"Write a function that puts data into a block with an end mark: {form}. The end mark comes last.",
            f"escape ${end:02X} and ${escape:02X} as [${escape:02X}][byte ^ $20], append ${end:02X}",
            f"Data sent to the console must not contain the end mark. So {form}. Encode one block.",
            f"Byte stuffing: {form}. Return the block with its end mark.",
        ),
        "decode": (
            f"Write a function that takes the data out of a block with an end mark: {form}. What follows the first end mark is ignored (one directly behind 0x{escape:02X} is none, it is decoded like any other byte); it may be missing, and then the data end with the block, where a single 0x{escape:02X} stands for nothing.",
            f"unescape up to ${end:02X} or the end: ${escape:02X} x -> x ^ $20 (whatever x is; a last lone ${escape:02X} -> nothing)",
            f"Receiver side: {form}. After 0x{escape:02X} any byte is taken XOR 0x20, even an end mark. Return the data before the end mark, or all if it never comes; an unfinished escape gives nothing.",
            f"Undo byte stuffing ({form}). Stop at an unescaped ${end:02X} or at the end of the vector, drop an escape without its byte.",
        ),
        "count": (
            f"Write a function that tells how many bytes a block will take: {form}. The end mark counts too.",
            f"encoded size if ${end:02X}/${escape:02X} are escaped to two bytes and ${end:02X} is appended",
            f"How long does my data get by escaping? {form[0].upper() + form[1:]}. Size including the end mark.",
            f"Predict the stuffed size, end mark included: {form}.",
        ),
    }[way]
    return Made(
        f"{'int' if way == 'count' else 'std::vector<uint8_t>'} @f({BYTES} {'frame' if way == 'decode' else 'data'})",
        body,
        oracle,
        given,
        asks,
    )


def password_symbols(rng: random.Random) -> Made:
    alphabet = rng.choice(
        (
            "BCDFGHJKLMNPQRSTVWXYZ0123456789!",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-",
        )
    )
    width = 5 if len(alphabet) == 32 else 6
    back = rng.random() < 0.4
    if back:
        body = cpp(
            """
            const std::string alphabet = "@alphabet";
            std::vector<uint8_t> data;
            int pending = 0, bits = 0;
            for (char c : code) {
              const size_t value = alphabet.find(c);
              if (value == std::string::npos) return {};
              pending = (pending << @width | int(value)) & 0xFFFF;
              bits += @width;
              if (bits < 8) continue;
              bits -= 8;
              data.push_back(pending >> bits);
            }
            return data;
            """,
            alphabet=alphabet,
            width=width,
        )
    else:
        body = cpp(
            """
            const std::string alphabet = "@alphabet";
            std::string code;
            int pending = 0, bits = 0;
            for (uint8_t byte : data) {
              pending = (pending << 8 | byte) & 0xFFFF;
              for (bits += 8; bits >= @width; bits -= @width) code += alphabet[pending >> (bits - @width) & @mask];
            }
            if (bits > 0) code += alphabet[pending << (@width - bits) & @mask];
            return code;
            """,
            alphabet=alphabet,
            width=width,
            mask=len(alphabet) - 1,
        )

    def oracle(data: object) -> object:
        if back:
            assert isinstance(data, str)
            if any(one not in alphabet for one in data):
                return b""
            bits = "".join(f"{alphabet.index(one):0{width}b}" for one in data)
            return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8))
        assert isinstance(data, list)
        standard = (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            if width == 5
            else "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        )
        coded = (base64.b32encode if width == 5 else base64.b64encode)(bytes(data)).decode().rstrip("=")
        return "".join(alphabet[standard.index(one)] for one in coded)

    def given(r: random.Random) -> list[object]:
        if back:
            code = "".join(r.choice(alphabet) for _ in range(r.randrange(9)))
            return [code + ("?" if r.random() < 0.15 else "")]
        return [r.randbytes(r.randrange(7))]

    form = f"all bits in a row, each byte's bit 7 first, are cut into groups of {width}, and a group of value v is character v of {alphabet}"
    asks = (
        (
            f"Write a function that turns a password back into bytes: {form}. Bits at the end that do not make a whole byte are dropped; a character that is not in this list gives an empty result.",
            f"password chars -> bytes, {width} bits each MSB first, alphabet {alphabet}; leftover bits dropped, bad char: empty",
            f"My passwords were made like this: {form}. Decode one. Nothing (empty) if any character is wrong; incomplete bytes at the end are ignored.",
            f"Reverse of base-{len(alphabet)} text with the symbols {alphabet} ({width} bits a symbol, most significant first): only whole bytes count, invalid symbol means an empty vector.",
        )
        if back
        else (
            f"Write a function that turns bytes into a password: {form}. The last group is filled up with 0 bits; no padding characters.",
            f"bytes -> {width}-bit symbols, MSB first, alphabet {alphabet}, zero bits at the end, no '='",
            f"Save data as a password: {form}. If bits are left over at the end, append zeros to complete one more character.",
            f"Base-{len(alphabet)} text of `data` with the symbols {alphabet}: {width} bits each from the top, last one zero-filled.",
        )
    )
    return Made(
        "std::vector<uint8_t> @f(const std::string& code)" if back else f"std::string @f({BYTES} data)",
        body,
        oracle,
        given,
        asks,
    )


def five_bit_text(rng: random.Random) -> Made:
    words = rng.random() < 0.5
    body = cpp(
        """
        const std::string letters = " ABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?";
        std::string text;
        for (uint16_t word : words) {
          for (int shift : {10, 5, 0}) {
            const int code = word >> shift & 31;
            @add
          }
          if (word & 0x8000) @stop;
        }
        return text;
        """,
        add="if (code < 31) text += letters[code];",
        stop="break" if words else "text += '\\n'",
    )

    def oracle(data: list[int]) -> str:
        letters = " ABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?"
        out = ""
        for one in data:
            bits = f"{one:016b}"
            out += "".join(letters[int(bits[i : i + 5], 2) :][:1] for i in (1, 6, 11))
            if bits[0] == "1":
                if words:
                    return out
                out += "\n"
        return out

    last = (
        "A word with bit 15 set is the last one; if none is, the text ends with the data"
        if words
        else "Bit 15 of a word ends a line: a newline follows its characters"
    )
    return Made(
        "std::string @f(const std::vector<uint16_t>& words)",
        body,
        oracle,
        lambda r: [
            [r.choice((r.randrange(0x8000), r.randrange(65536), 0x7FFF, 0x8421)) for _ in range(r.randrange(6))]
        ],
        (
            f"Write a function that decodes text with three characters in a word: bits 14-10, 9-5 and 4-0, in this order. Code 0 is a space, 1 to 26 are A to Z, 27 to 30 the characters . , ! and ?, and 31 stands for no character. {last}.",
            f'unpack 3 x 5-bit chars per word (bits 14-10 first): " ABC...XYZ.,!?", 31 = nothing. {last}.',
            f"A text engine squeezes three letters into 16 bits (5 each, the upper ones first): 0 space, 1-26 letters in upper case, then . , ! ? and 31 for padding. {last}. Give me the text.",
            f'Five-bit text: codes from the high end of each word, character number `code` of " ABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?", code 31 skipped. {last}.',
        ),
    )


def chunk_total(rng: random.Random) -> Made:
    big = rng.random() < 0.4
    wanted = rng.choice(("size", "list"))
    one, two = ("at", "at + 1")
    word = f"data[{one}] << 8 | data[{two}]" if big else f"data[{one}] | data[{two}] << 8"
    ok = "at - start" if wanted == "size" else "sizes"
    body = cpp(
        """
        size_t at = start;
        @head
        while (at + 2 <= data.size()) {
          const size_t size = @word;
          at += 2;
          if (size == 0) return @ok;
          if (size > data.size() - at) break;
          @step
          at += size;
        }
        return @bad;
        """,
        head="std::vector<int> sizes;" if wanted == "list" else "",
        word=word,
        ok=ok if wanted == "list" else "int(at - start)",
        step="sizes.push_back(size);" if wanted == "list" else "",
        bad="{}" if wanted == "list" else "-1",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(data: list[int], start: int) -> object:
        rest, sizes = bytes(data[start:]), list[int]()
        while True:
            if len(rest) < 2:
                return [] if wanted == "list" else -1
            size = int.from_bytes(rest[:2], "big" if big else "little")
            rest = rest[2:]
            if size == 0:
                return sizes if wanted == "list" else len(data) - start - len(rest)
            if len(rest) < size:
                return [] if wanted == "list" else -1
            sizes.append(size)
            rest = rest[size:]

    def given(r: random.Random) -> list[object]:
        start = r.randrange(4)
        out = r.randbytes(start)
        for _ in range(r.randrange(4)):
            size = r.randrange(1, 6)
            out += size.to_bytes(2, "big" if big else "little") + r.randbytes(size)
        out += r.choice((b"\0\0", b"\0\0", b"\0\0\1\2", b"", b"\0", b"\x09\x09\1"))
        return [out, start]

    order = "big-endian" if big else "little-endian"
    goal = (
        "how many bytes this takes in all, size words and the end mark included"
        if wanted == "size"
        else "the sizes of the chunks"
    )
    bad = "-1" if wanted == "size" else "an empty vector"
    return Made(
        f"{'int' if wanted == 'size' else 'std::vector<int>'} @f({BYTES} data, size_t start)",
        body,
        oracle,
        given,
        (
            f"Write a function that walks through a row of chunks from offset `start` on: a {order} size word and as many bytes, up to a size of 0. Return {goal}, or {bad} if a chunk or the end mark is not complete.",
            f"[size word, {order}][data]... until size 0: {goal}; {bad} when truncated",
            f"A sound bank is uploaded in chunks, each with its size in front ({order}, two bytes), and 0 ends the transfer. I need {goal}; {bad} for broken data.",
            f"Chunk list at `start` (within the data or at their end): {order} 16-bit size, payload, ..., word 0. Result: {goal}; if it is cut off anywhere {bad}.",
        ),
    )


def tagged_values(rng: random.Random) -> Made:
    wanted = rng.choice(("value", "tags", "number"))
    tail = {"value": ", uint8_t tag", "tags": "", "number": ", uint8_t tag"}[wanted]
    returns = {"value": "std::vector<uint8_t>", "tags": "std::vector<uint8_t>", "number": "int"}[wanted]
    step = {
        "value": "if (data[at] == tag) return {data.begin() + at + 2, data.begin() + at + 2 + size};",
        "tags": "tags.push_back(data[at]);",
        "number": "if (data[at] == tag) {\n    int number = 0;\n    for (size_t i = size; i > 0; --i) number = number << 8 | data[at + 1 + i];\n    return number;\n  }",
    }[wanted]
    body = cpp(
        """
        @head
        for (size_t at = 0; at + 2 <= data.size() && data[at] != 0;) {
          const size_t size = data[at + 1];
          if (at + 2 + size > data.size()) break;
          @step
          at += 2 + size;
        }
        return @end;
        """,
        head="std::vector<uint8_t> tags;" if wanted == "tags" else "",
        step=step,
        end={"value": "{}", "tags": "tags", "number": "-1"}[wanted],
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(data: list[int], tag: int = 0) -> object:
        found: list[tuple[int, bytes]] = []
        rest = bytes(data)
        while len(rest) > 1 and rest[0] and len(rest) >= 2 + rest[1]:
            found.append((rest[0], rest[2 : 2 + rest[1]]))
            rest = rest[2 + rest[1] :]
        if wanted == "tags":
            return [one for one, _ in found]
        value = next((value for one, value in found if one == tag), None)
        if wanted == "number":
            return -1 if value is None else int.from_bytes(value, "little")
        return value or b""

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(5)):
            value = r.randbytes(r.randrange(4))
            out += bytes([r.choice((1, 2, 3, 0x40)), len(value)]) + value
        out += r.choice((b"", b"\0", b"\0\x01\x05\x02\x01\x01", b"\x01\x09\x01", b"\x02"))
        return [out] if wanted == "tags" else [out, r.choice((1, 2, 3, 0x40))]

    goal = {
        "value": "the bytes of the first entry with this tag, or nothing if there is none",
        "tags": "the tags of all entries in order",
        "number": "the value of the first entry with this tag as a little-endian number (an entry without bytes is 0), or -1 if there is none",
    }[wanted]
    limit = " No entry of the tag has more than 3 bytes." if wanted == "number" else ""
    return Made(
        f"{returns} @f({BYTES} data{tail})",
        body,
        oracle,
        given,
        (
            f"Write a function that reads tagged settings: an entry is a tag byte, a size byte and as many bytes; a tag of 0 or the end of the data ends the list. Return {goal}. An entry that is not complete ends the list too and does not count.{limit}",
            f"[tag][n][n bytes]..., tag 0 or end of data stops, truncated entry ignored: {goal}.{limit}",
            f"Extra settings of a hack lie behind the game as entries of tag, length and content, ended by tag 0 (or the end of the file, maybe in the middle of an entry, which is then void). I need {goal}.{limit}",
            f"TLV lookup (1-byte tag, 1-byte length, 0 = end, incomplete = end): {goal}.{limit}",
        ),
    )


def words_with_flag_words(rng: random.Random) -> Made:
    bits = rng.choice((8, 16))
    low = rng.random() < 0.6
    fill = rng.choice((0, 0xFF))
    read = "data[at] | data[at + 1] << 8" if bits == 16 else "data[at]"
    body = cpp(
        """
        std::vector<uint8_t> result;
        size_t at = 0;
        while (int(result.size()) < size) {
          const int flags = @read;
          at += @step;
          for (int i = 0; i < @bits && int(result.size()) < size; ++i)
            result.push_back(flags >> @shift & 1 ? data[at++] : @fill);
        }
        return result;
        """,
        read=read,
        step=bits // 8,
        bits=bits,
        shift="i" if low else f"({bits - 1} - i)",
        fill=hexadecimal(fill),
    )

    def oracle(data: list[int], size: int) -> list[int]:
        out: list[int] = []
        rest = list(data)
        while len(out) < size:
            flags = int.from_bytes(bytes(rest[: bits // 8]), "little")
            order = f"{flags:0{bits}b}"
            rest = rest[bits // 8 :]
            for flag in order[::-1] if low else order:
                if len(out) == size:
                    break
                out.append(rest.pop(0) if flag == "1" else fill)
        return out

    def given(r: random.Random) -> list[object]:
        size, out = r.randrange(0, 22), b""
        for at in range(0, size, bits):
            flags = r.choice((0, (1 << bits) - 1, r.randrange(1 << bits)))
            text = f"{flags:0{bits}b}"
            used = (text[::-1] if low else text)[: size - at].count("1")
            out += flags.to_bytes(bits // 8, "little") + r.randbytes(used)
        return [out, size]

    unit = "a little-endian word" if bits == 16 else "a byte"
    order = "bit 0 first" if low else f"bit {bits - 1} first"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, int size)",
        body,
        oracle,
        given,
        (
            f"Write a function that unpacks `size` bytes. {unit[0].upper() + unit[1:]} of flags stands before each group of {bits} output bytes, {order}: a set bit means that the next byte of the data is copied, a clear one that the output byte is 0x{fill:02X}. Only the needed bytes are there, directly behind their flags; flags beyond `size` are ignored.",
            f"per {bits} output bytes: {unit} of flags ({order}), then one data byte per set flag; clear flag = ${fill:02X}; stop after `size` bytes",
            f"Sparse data format: {unit} tells which of the next {bits} bytes are stored ({order}); the others are ${fill:02X}. Decode until there are `size` bytes. The data are complete.",
            f"Expand a block with presence flags, {unit} for {bits} bytes, {order}: 1 = take a byte from the stream, 0 = 0x{fill:02X}. Output ends at `size` bytes, also in the middle of a group.",
        ),
    )


def signed_steps(rng: random.Random) -> Made:
    saturate = rng.random() < 0.5
    high_first = rng.random() < 0.5
    a, b = ("byte >> 4", "byte & 15") if high_first else ("byte & 15", "byte >> 4")
    scale = rng.choice((1, 2, 4))
    times = f" * {scale}" if scale > 1 else ""
    value = f"std::clamp(value + step{times}, 0, 255)" if saturate else f"(value + step{times}) & 0xFF"
    body = cpp(
        """
        std::vector<uint8_t> result;
        int value = start;
        for (uint8_t byte : data)
          for (int nibble : {@a, @b}) {
            const int step = nibble < 8 ? nibble : nibble - 16;
            value = @value;
            result.push_back(value);
          }
        return result;
        """,
        a=a,
        b=b,
        value=value,
    )

    def oracle(data: list[int], start: int) -> list[int]:
        out = [start]
        for digit in "".join(f"{one:02x}" if high_first else f"{one:02x}"[::-1] for one in data):
            step = "0123456789abcdef".index(digit)
            step = (step - 16 * (step > 7)) * scale + out[-1]
            out.append(min(255, max(0, step)) if saturate else step % 256)
        return out[1:]

    order = "upper nibble first" if high_first else "lower nibble first"
    unit = f"{scale} times a signed nibble" if scale > 1 else "a signed nibble"
    edge = "values stay within 0 and 255 (a step beyond is cut off there)" if saturate else "values wrap modulo 256"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, uint8_t start)",
        body,
        oracle,
        lambda r: [
            r.choice((r.randbytes(r.randrange(6)), b"\x77" * r.randrange(9), b"\x88" * 3)),
            r.choice((0, 128, 250, 3)),
        ],
        (
            f"Write a function that decodes a curve stored as differences: each nibble, {order} in a byte, gives the next value, which is the one before plus {unit} (-8 to 7). The value before the first is `start`, which is not part of the result; {edge}.",
            f"4-bit deltas ({order}, two's complement{f', x{scale}' if scale > 1 else ''}) from `start`: {edge}; returns 2 values per byte",
            f"Heights of a slope are packed as changes, half a byte each ({order}, signed -8..7{f', counted in units of {scale}' if scale > 1 else ''}). Start with `start` and list all values that result; {edge}.",
            f"Delta nibbles to values: next = last + {unit}, {order}; {edge}. `start` itself is not returned.",
        ),
    )


def copy_from_above(rng: random.Random) -> Made:
    width = rng.choice((4, 8, 16))
    base = rng.choice((0xC0, 0x80, 0xF0))
    most = 0x100 - base
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (uint8_t byte : data) {
          if (byte < @base) {
            result.push_back(byte);
            continue;
          }
          for (int n = byte - @base + 1; n > 0; --n)
            result.push_back(result.size() < @width ? 0 : result[result.size() - @width]);
        }
        return result;
        """,
        base=hexadecimal(base),
        width=width,
    )

    def oracle(data: list[int]) -> list[int]:
        padded = [0] * width
        for one in data:
            if one < base:
                padded.append(one)
                continue
            count = one - base + 1
            tail = padded[-width:]
            padded += (tail * (count // width + 1))[:count]
        return padded[width:]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((r.randrange(base), r.randrange(base), base + r.randrange(min(6, most))))
                for _ in range(r.randrange(12))
            )
        ],
        (
            f"Write a function that unpacks a map stored row by row, {width} tiles wide: a byte below 0x{base:02X} is a tile, a byte b from 0x{base:02X} on means that the next b - 0x{base:02X} + 1 tiles are the same as those one row above, copied one by one (so that it may continue in rows it has just made). Above the first row everything is 0.",
            f"literal tiles < ${base:02X}; b >= ${base:02X}: copy b - ${base:02X} + 1 tiles from distance {width} (0 before the start), overlapping allowed",
            f"Rows of {width} tiles often repeat the row above. In this format bytes under ${base:02X} are tiles, others say for how many tiles (byte - ${base:02X} + 1) the tile above is taken, one after the other. Before the first row there are zeros.",
            f"Decode: copy command ${base:02X}+n repeats n + 1 tiles from {width} positions back (missing ones are 0, freshly written ones count), all else is literal.",
        ),
    )


def bits_choose_value(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    high = rng.random() < 0.5
    bit = "0x80 >> i % 8" if high else "1 << i % 8"
    if back:
        body = cpp(
            """
            std::vector<uint8_t> bits((values.size() + 7) / 8);
            for (size_t i = 0; i < values.size(); ++i) {
              if (values[i] != zero && values[i] != one) return {};
              if (values[i] != zero) bits[i / 8] |= @bit;
            }
            return bits;
            """,
            bit=bit,
        )
        signature = f"std::vector<uint8_t> @f({BYTES} values, uint8_t zero, uint8_t one)"
    else:
        body = cpp(
            """
            std::vector<uint8_t> values;
            for (size_t i = 0; i < std::min(count, 8 * bits.size()); ++i) values.push_back(bits[i / 8] & (@bit) ? one : zero);
            return values;
            """,
            bit=bit,
        )
        signature = f"std::vector<uint8_t> @f({BYTES} bits, size_t count, uint8_t zero, uint8_t one)"

    def oracle(data: list[int], *more: int) -> object:
        if back:
            zero, one = more
            if set(data) - {zero, one}:
                return b""
            return _bytes("".join("0" if x == zero else "1" for x in data), high)
        count, zero, one = more
        return [one if x == "1" else zero for x in _bits(data, high)[:count]]

    def given(r: random.Random) -> list[object]:
        zero, one = r.sample(range(256), 2)
        if back:
            values = [r.choice((zero, one)) for _ in range(r.randrange(18))]
            if values and r.random() < 0.15:
                values[-1] = (zero + one) % 256
            return [bytes(values), zero, one]
        return [r.randbytes(r.randrange(3)), r.choice((0, 8, 16, r.randrange(18))), zero, one]

    order = "bit 7 of a byte first" if high else "bit 0 of a byte first"
    asks = (
        (
            f"Write a function that packs a map with only two tiles into bits, {order}: `zero` becomes 0, `one` (another tile) becomes 1, unused bits of the last byte are 0. If a different tile occurs the result is empty.",
            f"two-valued bytes -> bits, {order}, zero-padded; empty if there is a third value",
            f"A solidity map has two values only, `zero` and `one`, which differ. Store a bit for each ({order}; fill up with 0). Return nothing if some byte is neither.",
            f"Compress `values` to one bit each: {order}, 1 where it is `one`. Anything besides `zero` and `one` (they aren't equal): empty vector.",
        )
        if back
        else (
            f"Write a function that expands bits to a map: for each of the first `count` bits, {order}, the tile is `one` for a 1 and `zero` for a 0. If there are fewer bits, there are fewer tiles.",
            f"bits -> `zero`/`one` bytes, {order}, at most `count`",
            f"Each bit says which of two tiles is placed ({order}; set: `one`, clear: `zero`). Give me up to `count` tiles, as many as the bits allow.",
            f"Unpack a bit map to bytes `zero` and `one`, {order}, `count` of them or until the data end.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def cheapest_token(rng: random.Random) -> Made:
    low, step = rng.choice((2, 3)), rng.choice((1, 2))
    limit = rng.choice((16, 32))
    body = cpp(
        """
        size_t best = 1;
        char kind = 'L';
        auto run = [&](auto same) {
          size_t n = 1;
          while (at + n < data.size() && n < @limit && same(n)) ++n;
          return n;
        };
        const size_t equal = run([&](size_t n) { return data[at + n] == data[at]; });
        const size_t rising = run([&](size_t n) { return data[at + n] == uint8_t(data[at] + @step * n); });
        if (equal >= @low) {
          best = equal;
          kind = 'R';
        }
        if (rising >= @low && rising > best) {
          best = rising;
          kind = 'I';
        }
        return kind + std::to_string(best);
        """,
        limit=limit,
        step=step,
        low=low,
    ).replace("1 * n", "n")

    def oracle(data: list[int], at: int) -> str:
        part = data[at : at + limit]
        equal = next((i for i, one in enumerate(part) if one != part[0]), len(part))
        rising = next((i for i, one in enumerate(part) if one != (part[0] + step * i) % 256), len(part))
        options = [("R", equal), ("I", rising)]
        good = [one for one in options if one[1] >= low]
        kind, size = max(good, key=lambda one: one[1], default=("L", 1))
        return f"{kind}{size}"

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.randrange(1, 5)):
            first, n = r.randrange(256), r.randrange(1, 7)
            kind = r.randrange(3)
            out += [(first + (step * i if kind == 1 else 0)) % 256 for i in range(n)] if kind else [first]
        if r.random() < 0.15:
            out = [7] * (limit + 2)
        return [bytes(out), r.choice((0, 0, r.randrange(len(out))))]

    return Made(
        f"std::string @f({BYTES} data, size_t at)",
        body,
        oracle,
        given,
        (
            f'Write a function that chooses the next command of a packer at offset `at` (inside the data): a run of equal bytes ("R") or a row in which each byte is {step} more than the one before, modulo 256 ("I"). Both are as long as possible, at most {limit}, and need at least {low} bytes. Return the letter of the longer one and its length, such as "R7"; the run if they are equally long, "L1" (one literal) if neither is possible.',
            f'best of R (same byte) and I (+{step} each, wraps) at `at`, lengths {low} to {limit}: "R7", "I4" or "L1"; tie: R',
            f'Greedy step of my compressor: how many bytes from `at` on repeat, and how many rise by {step} each (mod 256)? Counts are capped at {limit}, below {low} they are useless. Longer one wins, the repetition if equal: letter R or I and the count, "L1" when both are useless.',
            f'Tell which token fits at data[at]: "R" + n for n equal bytes, "I" + n for n bytes increasing by {step}, n from {low} to {limit} and as large as possible; prefer larger n, then R. Otherwise "L1".',
        ),
    )


RECIPES = (
    gamma_codes,
    nibble_numbers,
    zero_runs,
    escaped_frames,
    password_symbols,
    five_bit_text,
    chunk_total,
    tagged_values,
    words_with_flag_words,
    signed_steps,
    copy_from_above,
    bits_choose_value,
    cheapest_token,
)
