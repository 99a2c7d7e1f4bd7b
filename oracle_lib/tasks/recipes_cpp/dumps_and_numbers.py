"""Dumps and numbers: lines of hex with text, patterns, ranges and sizes read and shown, fixed point, signs, BCD, columns."""

import math
import random
import re
from fractions import Fraction

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def dump_line(rng: random.Random) -> Made:
    per = rng.choice((8, 16))
    dot = rng.choice((".", "_", " "))
    lower = rng.random() < 0.3
    two, six = ("%02x", "%06x") if lower else ("%02X", "%06X")
    body = cpp(
        """
        char buffer[16];
        snprintf(buffer, sizeof buffer, "@six:", offset);
        std::string line = buffer, text;
        for (int i = 0; i < @per; ++i) {
          if (offset + i < data.size()) {
            const uint8_t byte = data[offset + i];
            snprintf(buffer, sizeof buffer, " @two", byte);
            line += buffer;
            text += byte >= 0x20 && byte < 0x7F ? char(byte) : '@dot';
          } else {
            line += "   ";
          }
        }
        return line + " |" + text + "|";
        """,
        six=six,
        two=two,
        per=per,
        dot=dot,
    )

    def oracle(data: list[int], offset: int) -> str:
        part = bytes(data[offset : offset + per])
        code = part.hex(" ").ljust(3 * per - 1)
        start = f"{offset:06x}"
        if not lower:
            code, start = code.upper(), start.upper()
        text = "".join(chr(one) if chr(one).isprintable() and one < 127 else dot for one in part)
        return f"{start}: {code} |{text}|"

    def given(r: random.Random) -> list[object]:
        data = bytes(r.choice((r.randrange(256), 0x41, 0x20, 0x7E, 0x7F)) for _ in range(r.randrange(1, 2 * per + 2)))
        return [data, r.choice((0, 0, r.randrange(len(data))))]

    digits = "lower-case" if lower else "upper-case"
    example = f"000010: {'4c 69 6e 6b ff' if lower else '4C 69 6E 6B FF'}"
    other = "a space" if dot == " " else f"'{dot}'"
    return Made(
        f"std::string @f({BYTES} data, uint32_t offset)",
        body,
        oracle,
        given,
        (
            f"Write a function that makes a line of a hex dump from offset `offset` (inside the data) on: the offset with six {digits} hexadecimal digits and a colon, then up to {per} bytes, each as a space and two digits, with three spaces for each missing one, then a space and the same bytes as text between vertical bars, where bytes outside 0x20 to 0x7E appear as {other}. Missing bytes have no text.",
            f"hex dump line, {per} bytes, {digits}: `{example.replace('  ', ' ')} ...` then 3 blanks per missing byte, ` |text|` (no padding in the text; unprintable: {other})",
            f'One line of my hex view: %06{"x" if lower else "X"}:, then " %02{"x" if lower else "X"}" for each of {per} bytes (three blanks where the data have ended), " |", the characters that are there ({other} for anything not in 0x20-0x7E), "|". It starts at a valid `offset`.',
            f"Format data[offset...], {per} bytes at most: offset in 6 hex digits, colon, bytes, a blank, printable text in bars. {digits[0].upper() + digits[1:]} hex; the column of the text is always the same (3 characters per byte); unprintable is {other}.",
        ),
    )


def dump_with_stars(rng: random.Random) -> Made:
    per = rng.choice((4, 8))
    wanted = rng.choice(("offsets", "count"))
    body = cpp(
        """
        std::vector<int> shown;
        for (size_t at = 0; at < data.size(); at += @per) {
          const bool last = at + @per >= data.size();
          const bool same = at > 0 && !last && std::equal(data.begin() + at, data.begin() + at + @per, data.begin() + at - @per);
          if (!same) shown.push_back(at);
          else if (shown.back() >= 0) shown.push_back(-1);
        }
        return @end;
        """,
        per=per,
        end="shown" if wanted == "offsets" else "shown.size()",
    )

    def oracle(data: list[int]) -> object:
        lines = [data[i : i + per] for i in range(0, len(data), per)]
        text = "".join("=" if 0 < i < len(lines) - 1 and line == lines[i - 1] else "#" for i, line in enumerate(lines))
        out = []
        for match in re.finditer("#|=+", text):
            out.append(match.start() * per if match[0] == "#" else -1)
        return out if wanted == "offsets" else len(out)

    def given(r: random.Random) -> list[bytes]:
        kinds = [r.randbytes(per) for _ in range(2)]
        return [
            b"".join(r.choice(kinds) * r.randrange(1, 4) for _ in range(r.randrange(4)))
            + r.randbytes(r.choice((0, 0, 1)))
        ]

    goal = (
        "for each line of the output its offset, or -1 for a star"
        if wanted == "offsets"
        else "how many lines the output has, stars included"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'offsets' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        lambda r: given(r),
        (
            f"Write a function that plans a hex dump with {per} bytes per line in which repetitions are left out: a row of lines that are equal to the line before them is replaced by a single line with a star. The last line of the data, which may be shorter, is always shown. Return {goal}.",
            f"hexdump -C style squeezing, {per} bytes per line, last line never squeezed: {goal}",
            f"Like hexdump my viewer should print one * for any number of lines that repeat the one above ({per} bytes each), but the very last line in full. I need {goal}.",
            f"Squeeze repeated {per}-byte lines to one star per row of them; the final line of the data is shown in any case. Result: {goal}.",
        ),
    )


def parse_dump_text(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> data;
        size_t at = line.find(':');
        if (at == std::string::npos) return {};
        ++at;
        while (at + 2 < line.size() && line[at] == ' ' && std::isxdigit(line[at + 1]) && std::isxdigit(line[at + 2])) {
          data.push_back(std::stoi(line.substr(at + 1, 2), nullptr, 16));
          at += 3;
        }
        return data;
        """
    )
    limit = rng.choice((0, 16, 8))
    if limit:
        body = body.replace("while (at + 2", f"while (data.size() < {limit} && at + 2")

    def oracle(line: str) -> bytes:
        match = re.match(r"[^:]*:((?: [0-9A-Fa-f]{2})*)", line)
        data = bytes.fromhex(match[1]) if match else b""
        return data[:limit] if limit else data

    def given(r: random.Random) -> list[str]:
        count = r.choice((0, 1, 3, 8, limit + 1 if limit else 5))
        code = "".join(" " + r.choice((f"{r.randrange(256):02X}", f"{r.randrange(256):02x}")) for _ in range(count))
        head = r.choice(("00A2F0:", "0:", "", "ROM 12:"))
        return [head + code + r.choice(("", "  Link", " |..|", " 4", " zz", "12 34"))]

    most = f", at most {limit}" if limit else ""
    return Made(
        "std::vector<uint8_t> @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads the bytes from a line of a hex dump: behind the first colon there are groups of exactly one space and two hexadecimal digits of either case{most}. It stops where the next three characters are not such a group, and the rest of the line is ignored. Without a colon there are no bytes.",
            f"hex dump line -> bytes: after the first ':' take \" HH\" groups{most} until something else comes; no colon: empty",
            f"Paste from a hex viewer: `0012A0: 4C 69 6E |Lin|` should give 4C 69 6E. Read groups of a space and two hex digits after the first colon{most}, and stop at the first thing that's different. A line without colon gives nothing.",
            f"Parse the data part of a dump line (offset, colon, then space + two hex digits each{most}); ignore everything from the first deviation on.",
        ),
    )


def parse_wildcards(rng: random.Random) -> Made:
    wild = rng.choice(("??", "**", "xx"))
    nibble = rng.random() < 0.3 and wild == "??"
    body = cpp(
        """
        std::istringstream words(text);
        std::vector<int> pattern;
        for (std::string word; words >> word;) {
          if (word == "@wild") {
            pattern.push_back(-1);
          } else {
            if (word.size() != 2 || !std::isxdigit(word[0]) || !std::isxdigit(word[1])) return {};
            pattern.push_back(std::stoi(word, nullptr, 16));
          }
        }
        return pattern;
        """,
        wild=wild,
    )
    search = nibble or rng.random() < 0.4
    if search:
        body = cpp(
            """
            std::istringstream words(text);
            std::vector<std::string> pattern;
            for (std::string word; words >> word;) pattern.push_back(word);
            for (size_t at = 0; at + pattern.size() <= rom.size(); ++at) {
              bool fits = true;
              for (size_t i = 0; i < pattern.size(); ++i)
                fits &= pattern[i] == "@wild" || rom[at + i] == std::stoi(pattern[i], nullptr, 16);
              if (fits) return at;
            }
            return -1;
            """,
            wild=wild,
        )

    def oracle(*given: object) -> object:
        text = str(given[-1])
        parts = text.split()
        if search:
            rom = given[0]
            assert isinstance(rom, list)
            plan = [None if one == wild else int(one, 16) for one in parts]
            for at in range(len(rom) - len(plan) + 1):
                window = rom[at : at + len(plan)]
                if all(b is None or a == b for a, b in zip(window, plan, strict=True)):
                    return at
            return -1
        if any(one != wild and not re.fullmatch("[0-9A-Fa-f]{2}", one) for one in parts):
            return []
        return [-1 if one == wild else int(one, 16) for one in parts]

    def given(r: random.Random) -> list[object]:
        if search:
            rom = bytes(r.randrange(3) for _ in range(r.randrange(2, 14)))
            at = r.randrange(len(rom) - 1)
            words = [wild if r.random() < 0.3 else f"{one:02X}" for one in rom[at : at + r.randrange(1, 5)]]
            if r.random() < 0.2:
                words[-1] = "7f"
            return [rom, " ".join(words)]
        words = [r.choice((wild, f"{r.randrange(256):02X}", "ea", "A9")) for _ in range(r.randrange(6))]
        if r.random() < 0.2:
            words.append(r.choice(("A", "123", "g0", wild + wild)))
        return [r.choice((" ", "  ")).join(words)]

    if search:
        asks = (
            f'Write a function that returns the lowest offset at which a pattern occurs in `rom`, or -1. The pattern is text: bytes of two hexadecimal digits (either case) or "{wild}", which fits any byte, separated by spaces. It is valid and has at least one of them.',
            f'find "A9 {wild} 8D" style patterns ({wild} = any byte): first offset or -1; pattern valid, not empty',
            f'Search box of a hex editor: "22 {wild} {wild} 0D" means a byte $22, two bytes I don\'t care about, and $0D. First match in the ROM, or -1. The text is always correct and not empty; hex digits in either case.',
            f"AOB scan: two-digit hex bytes and {wild} wildcards separated by blanks; return the first match's offset, -1 without one. No invalid text.",
        )
        return Made(f"int @f({BYTES} rom, const std::string& text)", body, oracle, given, asks)
    return Made(
        "std::vector<int> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f'Write a function that parses a search pattern: words separated by spaces, each exactly two hexadecimal digits of either case, or "{wild}" for any byte. Return the byte values, -1 for any byte. If some word is neither, the result is empty.',
            f'"A9 {wild} 8D" -> 169, -1, 141 ({wild} = wildcard, -1); any malformed word: empty',
            f"Users type search patterns such as 22 {wild} {wild} 0d, with one or more blanks between bytes. Turn them into numbers, -1 for {wild}; a mistake anywhere gives an empty vector.",
            f"Pattern text to ints: two hex digits -> value, {wild} -> -1, otherwise the whole text is invalid (empty result). Blanks separate, also several.",
        ),
    )


def parse_range(rng: random.Random) -> Made:
    plus = rng.choice(("+", ","))
    body = cpp(
        """
        const size_t middle = text.find_first_of("-@plus");
        if (middle == std::string::npos) return {};
        auto number = [](const std::string& part) {
          if (part.empty() || part.size() > 6) return -1;
          for (char c : part)
            if (!std::isxdigit(c)) return -1;
          return std::stoi(part, nullptr, 16);
        };
        const int start = number(text.substr(0, middle)), second = number(text.substr(middle + 1));
        if (start < 0 || second < 0) return {};
        const int end = text[middle] == '-' ? second + 1 : start + second;
        if (end <= start) return {};
        return {start, end};
        """,
        plus=plus,
    )

    def oracle(text: str) -> list[int]:
        match = re.fullmatch(rf"([0-9A-Fa-f]{{1,6}})([-{plus}])([0-9A-Fa-f]{{1,6}})", text)
        if not match:
            return []
        start, other = int(match[1], 16), int(match[3], 16)
        end = other + 1 if match[2] == "-" else start + other
        return [start, end] if end > start else []

    def given(r: random.Random) -> list[str]:
        a = r.choice((0, 0x8000, 0x1F, r.randrange(1 << 24)))
        b = r.choice((a, a + 5, a - 1, a + 0x100, 0x10, 0)) % (1 << 24)
        text = f"{a:X}{r.choice('-' + plus)}{b:x}"
        return [
            r.choice(
                (
                    text,
                    text,
                    text,
                    text,
                    text + "g",
                    text.replace("-", ""),
                    "-" + text,
                    "1234567-1234568",
                    text + "-",
                    f"8000{plus}0",
                )
            )
        ]

    return Made(
        "std::vector<int> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f'Write a function that parses a range of offsets: "start-last" (last included) or "start{plus}size", hexadecimal numbers of one to six digits of either case and nothing else. Return start and end, the end exclusive. Anything else, or a range without a byte, gives an empty vector.',
            f'"8000-80FF" / "8000{plus}100" (hex, 1-6 digits) -> {{0x8000, 0x8100}}; empty if malformed or an empty range',
            f"In my goto dialog one can type 8000-80ff (both ends belong to it) or 8000{plus}100 (start and length), always hex, up to six digits. I want first offset and the one behind the end; nothing if it is no such text or has no bytes.",
            f"Range text to half-open pair. Forms: hex-hex inclusive, hex{plus}length. Errors and empty ranges: empty result. No spaces or prefixes.",
        ),
    )


def show_size(rng: random.Random) -> Made:
    bits = rng.random() < 0.4
    if bits:
        body = cpp(
            """
            const uint32_t unit = 0x20000;
            if (size % unit == 0 && size > 0) return std::to_string(size / unit) + " Mbit";
            if (size % 0x80 == 0 && size > 0) return std::to_string(size / 0x80) + " Kbit";
            return std::to_string(size) + " bytes";
            """
        )
    else:
        body = cpp(
            """
            if (size < 0x400) return std::to_string(size) + " B";
            const bool mega = size >= 0x100000;
            const uint32_t unit = mega ? 0x100000 : 0x400;
            const uint32_t tenths = size % unit * 10 / unit;
            std::string text = std::to_string(size / unit);
            if (tenths > 0) text += "." + std::to_string(tenths);
            return text + (mega ? " MiB" : " KiB");
            """
        )

    def oracle(size: int) -> str:
        if bits:
            mbit, kbit = Fraction(size, 131072), Fraction(size, 128)
            if size and mbit.denominator == 1:
                return f"{mbit} Mbit"
            return f"{kbit} Kbit" if size and kbit.denominator == 1 else f"{size} bytes"
        if size < 1024:
            return f"{size} B"
        name, unit = ("MiB", 20) if size >> 20 else ("KiB", 10)
        whole, tenth = divmod(10 * size >> unit, 10)
        return f"{whole}.{tenth} {name}" if tenth else f"{whole} {name}"

    if bits:
        asks = (
            'Write a function that shows a ROM size in bytes as cartridge makers did: "8 Mbit" if it is a multiple of 131072 bytes, otherwise "96 Kbit" if it is a multiple of 128 bytes, otherwise "77 bytes"; 0 is "0 bytes".',
            'bytes -> "n Mbit" (131072 B each) or "n Kbit" (128 B) if that is exact, else "n bytes"; 0 -> "0 bytes"',
            "Info panel: a ROM of 1048576 bytes is an 8 Mbit game. Show the size in Mbit if it's a whole number of them, else in Kbit if whole, else as 123 bytes. An empty file has 0 bytes.",
            'Size text in megabits or kilobits, only whole numbers (1 Mbit = 0x20000 bytes, 1 Kbit = 0x80 bytes), otherwise plain bytes: "4 Mbit", "12 Kbit", "513 bytes". Zero is bytes.',
        )
    else:
        asks = (
            'Write a function that shows a size: below 1024 as "512 B", below 1048576 in KiB, from there on in MiB. One decimal, cut off rather than rounded, and left out (with the point) if it is 0: "1.5 MiB", "64 KiB".',
            '"512 B", "1.5 KiB", "4 MiB": 1024-based, one truncated decimal unless it is 0',
            'File list: sizes as 100 B, 32 KiB or 1.2 MiB (1024 each). One digit behind the point, truncated, no ".0".',
            "Human-readable size with B, KiB (from 1024), MiB (from 1024 * 1024): whole part, then a point and the tenths (rounded down) only when they aren't zero, a space, the unit.",
        )
    return Made(
        "std::string @f(uint32_t size)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    0,
                    1,
                    1023,
                    1024,
                    1536,
                    0x8000,
                    0xFFFFF,
                    0x100000,
                    0x180000,
                    0x60000,
                    0x20000,
                    131200,
                    r.randrange(1 << 23),
                    128 * r.randrange(5000),
                )
            )
        ],
        asks,
    )


def parse_size(rng: random.Random) -> Made:
    hex_too = rng.random() < 0.6
    limit = rng.choice((0x800000, 0x600000))
    body = cpp(
        """
        size_t at = 0;
        @hex
        uint64_t number = 0;
        while (at < text.size() && std::isdigit(text[at]) && at < 8) number = number * 10 + text[at++] - '0';
        if (at == 0) return -1;
        if (at + 1 == text.size()) {
          const char unit = std::toupper(text[at++]);
          if (unit == 'K') number *= 0x400;
          else if (unit == 'M') number *= 0x100000;
          else return -1;
        }
        return at == text.size() && number <= @limit ? int(number) : -1;
        """,
        hex="if (text.size() > 2 && text.size() <= 8 && text[0] == '0' && text[1] == 'x') {\n  for (at = 2; at < text.size(); ++at)\n    if (!std::isxdigit(text[at])) return -1;\n  const int value = std::stoi(text.substr(2), nullptr, 16);\n  return value <= @limit ? value : -1;\n}".replace(
            "@limit", hexadecimal(limit)
        )
        if hex_too
        else "",
        limit=hexadecimal(limit),
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(text: str) -> int:
        if hex_too and re.fullmatch("0x[0-9a-fA-F]{1,6}", text):
            value = int(text, 16)
        elif match := re.fullmatch("([0-9]{1,8})([kKmM]?)", text):
            value = int(match[1]) << {"": 0, "K": 10, "M": 20}[match[2].upper()]
        else:
            return -1
        return value if value <= limit else -1

    prefix = ' or "0x" and one to six hexadecimal digits' if hex_too else ""
    return Made(
        "int @f(const std::string& text)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    "0",
                    "1M",
                    "512K",
                    "4m",
                    "6M",
                    "7M",
                    "8M",
                    "9M",
                    "32k",
                    "0x8000",
                    "0xffffff",
                    "0x",
                    "M",
                    "12KB",
                    "",
                    "1.5M",
                    "99999999",
                    "123456789",
                    f"{r.randrange(10000)}",
                    f"{r.randrange(9000)}K",
                    f"0x{r.randrange(1 << 23):X}",
                )
            )
        ],
        (
            f"Write a function that parses a ROM size: one to eight decimal digits, possibly followed by K (times 1024) or M (times 1048576) of either case{prefix}. Anything else, or more than {hexadecimal(limit)}, gives -1.",
            f'"512K", "4M", "32768"{", " + chr(34) + "0x8000" + chr(34) if hex_too else ""} -> bytes; <= 8 decimal digits{" (or <= 6 hex digits behind 0x)" if hex_too else ""}; -1 if malformed or > {hexadecimal(limit)}',
            f"The command line of my tool has --expand 2M. Accept plain numbers (up to 8 digits), numbers with K or k, M or m{', and 0x with up to 6 hex digits' if hex_too else ''}; the limit is {hexadecimal(limit)}. Everything else is -1.",
            f"Size argument to int: digits (1-8) with an optional unit letter k/K = 2^10, m/M = 2^20{prefix}; no spaces; -1 on errors and above {hexadecimal(limit)}.",
        ),
    )


def fixed_to_text(rng: random.Random) -> Made:
    fraction = rng.choice((8, 4))
    digits = rng.choice((2, 1))
    power = 10**digits
    body = cpp(
        """
        const int value = fixed < 0x8000 ? fixed : fixed - 0x10000;
        const int scaled = (std::abs(value) * @power + @half) / @one;
        std::string text = std::to_string(scaled / @power) + ".";
        @digits
        return (value < 0 && scaled > 0 ? "-" : "") + text;
        """,
        power=power,
        half=1 << fraction - 1,
        one=1 << fraction,
        digits="text += std::to_string(scaled / 10 % 10) + std::to_string(scaled % 10);"
        if digits == 2
        else "text += std::to_string(scaled % 10);",
    )

    def oracle(fixed: int) -> str:
        value = Fraction(fixed - 65536 * (fixed >> 15), 1 << fraction)
        scaled = int(abs(value) * power + Fraction(1, 2))
        sign = "-" if value < 0 and scaled else ""
        return f"{sign}{scaled // power}.{scaled % power:0{digits}d}"

    form = f"signed {16 - fraction}.{fraction} fixed point (16 bits, {fraction} of them behind the point)"
    example = "-1.50" if digits == 2 else "-1.5"
    return Made(
        "std::string @f(uint16_t fixed)",
        body,
        oracle,
        lambda r: [r.choice((0, 0x180, 0xFE80, 0xFFFF, 0x8000, 0x7FFF, 0x10, 1, r.randrange(65536)))],
        (
            f'Write a function that shows a speed in {form} as decimal text with {digits} digit{"s" * (digits > 1)} behind the point, such as "{example}", rounded to the nearest (halves away from zero). There is no minus sign if the rounded number is 0.',
            f'{form} -> decimal, {digits} place{"s" * (digits > 1)}, half away from zero, never "-0"',
            f"My sprite editor should show speeds readably: {form} as {example}. Always {digits} decimal{'s' * (digits > 1)}, rounded half away from 0; what rounds to zero has no sign.",
            f"Print {16 - fraction}.{fraction} two's complement as text like {example}: {digits} digit{'s' * (digits > 1)} after the point, nearest, ties away from zero, no negative zero.",
        ),
    )


def multiply_fixed(rng: random.Random) -> Made:
    rounding = rng.choice(("floor", "nearest", "zero"))
    saturate = rng.random() < 0.5
    step = {"floor": "product >> 8", "nearest": "(product + 0x80) >> 8", "zero": "product / 0x100"}[rounding]
    end = "std::clamp(result, -0x8000, 0x7FFF) & 0xFFFF" if saturate else "result & 0xFFFF"
    body = f"auto value = [](uint16_t word) {{ return word < 0x8000 ? int(word) : word - 0x10000; }};\nconst int product = value(a) * value(b);\nconst int result = {step};\nreturn {end};"

    def oracle(a: int, b: int) -> int:
        x, y = (Fraction(one - (one & 0x8000) * 2, 256) for one in (a, b))
        exact = x * y * 256
        if rounding == "floor":
            number = math.floor(exact)
        elif rounding == "nearest":
            number = math.floor(exact + Fraction(1, 2))
        else:
            number = int(exact)
        if saturate:
            number = sorted((-32768, number, 32767))[1]
        return number % 65536

    how = {
        "floor": "rounded down (towards minus infinity)",
        "nearest": "rounded to the nearest, halves up (towards plus infinity)",
        "zero": "cut off towards zero",
    }[rounding]
    over = (
        "a result that does not fit becomes the nearest possible value"
        if saturate
        else "only the lowest 16 bits of the result are kept"
    )
    return Made(
        "uint16_t @f(uint16_t a, uint16_t b)",
        body,
        oracle,
        lambda r: [
            r.choice((0x100, 0xFF00, 0x180, 0x8000, 0x7FFF, 0x0001, 0xFFFF, 0x0080, r.randrange(65536)))
            for _ in range(2)
        ],
        (
            f"Write a function that multiplies two signed 8.8 fixed-point numbers (16 bits, two's complement) with the result in the same format, {how}; {over}.",
            f"8.8 signed fixed multiply, {how}; {over}",
            f"Mode 7 math: product of two 8.8 values, signed, as 8.8 again. The extra bits are {how.replace('cut off', 'cut off,')}; {over}.",
            f"fixmul(a, b) for signed 8.8: {how}; {over}. Words are two's complement.",
        ),
    )


def sign_formats(rng: random.Random) -> Made:
    bits = rng.choice((8, 5, 7))
    to = rng.choice(("magnitude", "offset", "zigzag"))
    back = rng.random() < 0.5
    top, mask = 1 << bits - 1, (1 << bits) - 1
    if back:
        body = {
            "magnitude": f"const int size = code & {hexadecimal(top - 1)};\nreturn code & {hexadecimal(top)} ? -size : size;",
            "offset": f"return (code & {hexadecimal(mask)}) - {top};",
            "zigzag": "return code & 1 ? -(code >> 1) - 1 : code >> 1;",
        }[to]
        signature = "int @f(uint8_t code)"
    else:
        body = {
            "magnitude": f"const int size = std::min(std::abs(value), {top - 1});\nreturn value < 0 && size > 0 ? size | {hexadecimal(top)} : size;",
            "offset": f"return std::clamp(value, -{top}, {top - 1}) + {top};",
            "zigzag": f"const int limited = std::clamp(value, -{top}, {top - 1});\nreturn limited < 0 ? -2 * limited - 1 : 2 * limited;",
        }[to]
        signature = "uint8_t @f(int value)"

    def oracle(given: int) -> int:
        every: list[int] = {
            "magnitude": [*range(top), *(-one for one in range(top))],
            "offset": list(range(-top, top)),
            "zigzag": [x for i in range(top) for x in (i, -i - 1)],
        }[to]
        if back:
            return every[given]
        nearest: int = min(sorted(set(every)), key=lambda one: abs(one - given))
        return every.index(nearest)

    form = {
        "magnitude": f"bit {bits - 1} is the sign (1: negative), the {bits - 1} bits below are the magnitude",
        "offset": f"{bits} bits, the number plus {top}",
        "zigzag": "0, -1, 1, -2, 2 and so on are stored as 0, 1, 2, 3, 4",
    }[to]
    limits = (f"-{top - 1}", top - 1) if to == "magnitude" else (f"-{top}", top - 1)
    zero = " (0 has no sign)" if to == "magnitude" else ""
    given = (
        (lambda r: [r.choice((0, 1, top, mask, r.randrange(mask + 1)))])
        if back
        else (lambda r: [r.choice((0, 1, -1, top, -top, top - 1, -top - 1, 300, -300, r.randrange(-top, top)))])
    )
    name = {"magnitude": "sign and magnitude", "offset": "offset binary", "zigzag": "zigzag code"}[to]
    asks = (
        (
            f"Write a function that reads a signed number stored as {name}: {form}. The code is at most 0x{mask:02X}.",
            f"{bits}-bit {name} -> int ({form})",
            f"The speeds in this table aren't two's complement: {form}. Which number is `code` (0x{mask:02X} at most)?",
            f"Decode {name}, {bits} bits: {form}.",
        )
        if back
        else (
            f"Write a function that stores a signed number as {name}{zero}: {form}. Numbers are limited to {limits[0]} to {limits[1]} first.",
            f"int -> {bits}-bit {name}{zero}, clamped to {limits[0]}..{limits[1]} ({form})",
            f"My table isn't in two's complement: {form}{zero}. Convert `value`, and take the nearest possible number (between {limits[0]} and {limits[1]}) if it doesn't fit.",
            f"Encode {name} with {bits} bits: {form}{zero}; out of range is clamped ({limits[0]} to {limits[1]}).",
        )
    )
    return Made(signature, body, oracle, given, asks)


def letters_of_number(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    if back:
        body = cpp(
            """
            int number = 0;
            for (char c : name) {
              if (c < 'A' || c > 'Z' || number > 10000) return -1;
              number = number * 26 + (c - 'A' + 1);
            }
            return number - 1;
            """
        )
        body = body.replace(" || number > 10000", "").replace(
            "int number = 0;", "if (name.empty() || name.size() > 3) return -1;\nint number = 0;"
        )
        signature = "int @f(const std::string& name)"
    else:
        body = "std::string name;\nfor (int rest = number + 1; rest > 0; rest = (rest - 1) / 26) name.insert(name.begin(), char('A' + (rest - 1) % 26));\nreturn name;"
        signature = "std::string @f(int number)"

    def numbered(number: int) -> str:
        size, first = 1, 0
        while number >= first + 26**size:
            first += 26**size
            size += 1
        rest, out = number - first, ""
        for _ in range(size):
            rest, digit = divmod(rest, 26)
            out = chr(65 + digit) + out
        return out

    def oracle(given: object) -> object:
        if not back:
            assert isinstance(given, int)
            return numbered(given)
        name = str(given)
        if not re.fullmatch("[A-Z]{1,3}", name):
            return -1
        first = sum(26**i for i in range(1, len(name)))
        return first + sum((ord(one) - 65) * 26**i for i, one in enumerate(reversed(name)))

    given = (
        (
            lambda r: [
                r.choice(("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "", "a", "A1", "ABCD", numbered(r.randrange(5000))))
            ]
        )
        if back
        else (lambda r: [r.choice((0, 25, 26, 27, 51, 701, 702, r.randrange(20000)))])
    )
    asks = (
        (
            "Write a function that turns a column name into its number: A is 0, Z is 25, AA is 26, AZ is 51, BA is 52. A name is one to three letters A-Z; anything else gives -1.",
            "A=0 ... Z=25, AA=26 ...; up to 3 upper-case letters, else -1",
            "World maps in my editor are labelled like columns of a spreadsheet: A to Z, then AA, AB. Which number (from 0) does a label have? -1 unless it is 1 to 3 capital letters.",
            "Spreadsheet column letters to a zero-based index; only [A-Z]{1,3} is valid, -1 otherwise.",
        )
        if back
        else (
            "Write a function that names number 0 A, 25 Z, 26 AA, 27 AB, 701 ZZ, 702 AAA, as the columns of a spreadsheet.",
            "0 -> A, 25 -> Z, 26 -> AA, ... (spreadsheet columns, number >= 0)",
            "I want to label map columns A to Z and then AA, AB and so on. What is the label of column `number` (from 0)?",
            "Zero-based index to letters as in spreadsheets.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def data_lines_of_text(rng: random.Random) -> Made:
    word = rng.choice(("db", ".byte", "dc.b"))
    quote = '"'
    body = cpp(
        """
        std::string line = "@word ";
        bool quoted = false;
        char buffer[8];
        for (size_t i = 0; i < data.size(); ++i) {
          const bool plain = data[i] >= 0x20 && data[i] < 0x7F && data[i] != '"';
          if (plain && !quoted) line += i > 0 ? ",\\"" : "\\"";
          if (!plain && quoted) line += '"';
          quoted = plain;
          if (plain) {
            line += char(data[i]);
            continue;
          }
          snprintf(buffer, sizeof buffer, i > 0 ? ",$%02X" : "$%02X", data[i]);
          line += buffer;
        }
        return quoted ? line + '"' : line;
        """,
        word=word,
    )

    def oracle(data: list[int]) -> str:
        text = "".join(map(chr, data))
        parts = re.findall(r"[ !#-~]+|[^ !#-~]", text)
        return f"{word} " + ",".join(
            quote + one + quote if re.fullmatch("[ !#-~]+", one) else f"${ord(one):02X}" for one in parts
        )

    return Made(
        f"std::string @f({BYTES} data)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0xFF, 0x22, 0x41, 0x62, 0x20, 0x7E, 0x7F)) for _ in range(r.randrange(1, 9)))],
        (
            f'Write a function that writes data as a line of assembly source: "{word}" and a space, then parts separated by commas. Bytes 0x20 to 0x7E except the quotation mark (0x22) are characters, and as many of them as follow one another form one string in quotation marks; every other byte is $ and two upper-case hexadecimal digits. There is at least one byte.',
            f'bytes -> `{word} "AB",$00,$22`: maximal strings of printable ASCII (not \'"\'), $HH for the rest, commas without spaces, data not empty',
            f'Disassembler output for text: {word} "Link",$00,"x". Printable characters (0x20-0x7E) go into quoted strings as long as possible, but a quotation mark and all other bytes are written as $22, $FF (two capital hex digits). No spaces around commas; never empty.',
            f'Source line for mixed data, starting with `{word} `: runs of printable ASCII other than " in double quotes, single other bytes as $HH, joined with commas. At least one byte comes in.',
        ),
    )


def bits_with_marks(rng: random.Random) -> Made:
    width = rng.choice((8, 16))
    group = rng.choice((4, 8)) if width == 16 else 4
    sep = rng.choice(("_", " ", "."))
    back = rng.random() < 0.4
    kind = f"uint{width}_t"
    if back:
        body = cpp(
            """
            int value = 0, bits = 0;
            for (char c : text) {
              if (c == '@sep') continue;
              if (c != '0' && c != '1') return -1;
              value = value << 1 | (c == '1');
              if (++bits > @width) return -1;
            }
            return bits == 0 ? -1 : value;
            """,
            sep=sep,
            width=width,
        )
        signature = "int @f(const std::string& text)"
    else:
        body = f"std::string text;\nfor (int bit = {width - 1}; bit >= 0; --bit) {{\n  text += value >> bit & 1 ? '1' : '0';\n  if (bit > 0 && bit % {group} == 0) text += '{sep}';\n}}\nreturn text;"
        signature = f"std::string @f({kind} value)"

    def oracle(given: object) -> object:
        if not back:
            assert isinstance(given, int)
            text = f"{given:0{width}b}"
            return sep.join(text[i : i + group] for i in range(0, width, group))
        text = str(given).replace(sep, "")
        return int(text, 2) if re.fullmatch(f"[01]{{1,{width}}}", text) else -1

    given = (
        (
            lambda r: [
                r.choice(
                    (
                        "",
                        sep,
                        "1",
                        "102",
                        f"1{sep}{sep}0",
                        "1" * (width + 1),
                        f"{r.randrange(1 << width):0{width}b}",
                        f"{r.randrange(16):04b}{sep}{r.randrange(16):04b}",
                        f"{r.randrange(16):b}{sep}",
                    )
                )
            ]
        )
        if back
        else (lambda r: [r.choice((0, (1 << width) - 1, 1, r.randrange(1 << width)))])
    )
    mark = "a space" if sep == " " else f"'{sep}'"
    asks = (
        (
            f"Write a function that parses a binary number of 1 to {width} digits. Characters {mark} may stand anywhere and mean nothing. Any other character, no digit or too many give -1.",
            f"binary text, {mark} ignored, 1-{width} digits -> value, else -1",
            f"Users type bit masks with {mark} between groups, wherever they like. Read them: at most {width} digits, at least one, only 0 and 1; -1 for a wrong text.",
            f"Parse [01] digits (1 to {width}), skipping every {mark}; -1 on anything else.",
        )
        if back
        else (
            f"Write a function that shows all {width} bits of a number, the highest first, in groups of {group} with {mark} between them.",
            f"{width}-bit binary text, groups of {group}, separator {mark}",
            f"Register view: print {'an 8' if width == 8 else 'a 16'}-bit value in binary with leading zeros and {mark} after every {group} digits, but not at the end.",
            f"value -> {width} binary digits, MSB first, {mark} every {group}.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def frames_as_time(rng: random.Random) -> Made:
    fps = rng.choice((60, 50))
    centi = rng.random() < 0.6
    sep = rng.choice(("'", ":"))
    end = '"' if sep == "'" else "."
    unit = 100 if centi else fps
    body = cpp(
        """
        char text[32];
        const uint32_t seconds = frames / @fps, rest = @rest;
        snprintf(text, sizeof text, "%u@sep%02u@end%02u", seconds / 60, seconds % 60, rest);
        return text;
        """,
        fps=fps,
        rest=f"frames % {fps} * 100 / {fps}" if centi else f"frames % {fps}",
        sep=sep,
        end=end.replace('"', '\\"'),
    )

    def oracle(frames: int) -> str:
        time = Fraction(frames, fps)
        minutes, seconds = divmod(int(time), 60)
        return f"{minutes}{sep}{seconds:02d}{end}{int((time - int(time)) * unit):02d}"

    what = "hundredths of a second (rounded down)" if centi else "frames"
    example = f"1{sep}05{end}50"
    return Made(
        "std::string @f(uint32_t frames)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, fps - 1, fps, fps * 60 - 1, fps * 60, fps * 6000, r.randrange(100000)))],
        (
            f"Write a function that shows a number of frames, {fps} a second, as minutes, seconds and {what} in the form {example}: two digits each, but as many as needed for the minutes, without leading zeros.",
            f"{fps} fps frame count -> {example} (m{sep}ss{end}xx, xx = {what})",
            f"Lap times of a racing hack are counted in frames ({fps} per second). Show them like {example}, where the last two digits are {what}; minutes aren't padded or limited.",
            f"Format frames / {fps} as {example}: minutes{sep}seconds{end}{what}.",
        ),
    )


RECIPES = (
    dump_line,
    dump_with_stars,
    parse_dump_text,
    parse_wildcards,
    parse_range,
    show_size,
    parse_size,
    fixed_to_text,
    multiply_fixed,
    sign_formats,
    letters_of_number,
    data_lines_of_text,
    bits_with_marks,
    frames_as_time,
)
