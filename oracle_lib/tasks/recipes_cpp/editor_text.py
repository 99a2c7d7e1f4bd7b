"""Text of games: character codes, dictionaries, control codes, widths, lines, menus, numbers as digits."""

import random
import textwrap

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "text"
_TEXT = "const std::string& text"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _words(r: random.Random, most: int = 9) -> str:
    return " ".join(
        "".join(r.choice("abcdeHY") for _ in range(r.choice((1, 2, 3, 5, 8)))) for _ in range(r.randrange(0, most))
    )


def encode_letter(rng: random.Random) -> Made:
    upper, lower, digit = rng.choice(
        ((0x00, 0x1A, 0x34), (0x41, 0x61, 0x30), (0x80, 0xA0, 0xC0), (0x0A, 0x30, 0x00), (0xAA, 0xC4, 0xA0))
    )
    upper, lower = (upper, lower) if rng.random() < 0.7 else (upper + 1, lower + 1)
    other = rng.choice((0xFF, 0x59, 0xEF))
    low = rng.random() < 0.6
    lines = ["if (letter >= 'A' && letter <= 'Z') return @u + letter - 'A';"]
    lines += ["if (letter >= 'a' && letter <= 'z') return @l + letter - 'a';"] if low else []
    lines += ["if (letter >= '0' && letter <= '9') return @d + letter - '0';", "return @o;"]
    body = cpp(
        "\n".join(lines),
        **({"l": hexadecimal(lower)} if low else {}),
        u=hexadecimal(upper),
        d=hexadecimal(digit),
        o=hexadecimal(other),
    )

    def oracle(letter: int) -> int:
        one = chr(letter)
        if one in _LETTERS:
            return upper + _LETTERS.index(one)
        if low and one in _LETTERS.lower():
            return lower + _LETTERS.lower().index(one)
        return digit + int(one) if one in "0123456789" else other

    listed = (
        f"A-Z are {hexadecimal(upper)} and up"
        + (f", a-z {hexadecimal(lower)} and up" if low else "")
        + f", 0-9 {hexadecimal(digit)} and up"
    )
    return Made(
        "uint8_t @f(char letter)",
        body,
        oracle,
        lambda r: [ord(r.choice("AZaz09MNqr5!? .@[`{/:"))],
        (
            f"Write a function that converts an ASCII character to the code of a game's font: {listed}; anything else is {hexadecimal(other)}.",
            f"How do I map characters to tile numbers? {listed[0].upper() + listed[1:]}, everything else {hexadecimal(other)}.",
            f"code(c): {listed}, default {hexadecimal(other)}",
            f"The text importer of my editor has to know the game's encoding. {listed[0].upper() + listed[1:]}; unknown characters{'' if low else ' (lower case is one)'} become {hexadecimal(other)}.",
        ),
    )


def decode_text(rng: random.Random) -> Made:
    first = rng.choice((0x00, 0x0A, 0x80, 0xAA, 0x20))
    space = first + 26 + rng.randrange(0, 6)
    end = rng.choice((0xFF, 0x7F, 0xFB))
    other = rng.choice(("?", "#", "*"))
    body = (
        cpp(
            """
        std::string text;
        for (uint8_t code : codes) {
          if (code == @end) break;
          if (code >= @first && code < @behind) text += static_cast<char>('A' + code - @first);
          else text += code == @space ? ' ' : '@other';
        }
        return text;
        """,
            end=hexadecimal(end),
            first=hexadecimal(first),
            behind=hexadecimal(first + 26),
            space=hexadecimal(space),
            other=other,
        )
        .replace("code >= 0x0 && ", "")
        .replace(" - 0x0)", ")")
    )

    def oracle(codes: list[int]) -> str:
        table = {first + i: letter for i, letter in enumerate(_LETTERS)} | {space: " "}
        kept = codes[: codes.index(end)] if end in codes else codes
        return "".join(table.get(code, other) for code in kept)

    def given(r: random.Random) -> list[object]:
        return [
            [
                r.choice(
                    (
                        first + r.randrange(26),
                        first + r.randrange(26),
                        space,
                        end if r.random() < 0.3 else first,
                        r.randrange(256),
                    )
                )
                for _ in range(r.randrange(0, 16))
            ]
        ]

    table = f"codes {hexadecimal(first)} to {hexadecimal(first + 25)} are A to Z, {hexadecimal(space)} is a space, {hexadecimal(end)} ends the text, and any other code is shown as '{other}'"
    return Made(
        f"std::string @f({BYTES} codes)",
        body,
        oracle,
        given,
        (
            f"Write a function that decodes game text: {table}. The end code is not part of the result; without one, all bytes are decoded.",
            f"How do I turn message bytes into a std::string? {table[0].upper() + table[1:]}. It may also end with the data.",
            f"decode until {hexadecimal(end)} or the end of the data: {table}",
            f'My script dumper meets bytes like {first:02X} {first + 1:02X} {end:02X} and should print "AB". {table[0].upper() + table[1:]}; missing end codes are possible.',
        ),
    )


def wrap_words(rng: random.Random) -> Made:
    width = rng.choice((10, 12, 14, 16, 20))
    what = rng.choice(("lines", "count"))
    body = cpp(
        """
        std::vector<std::string> lines;
        std::string word;
        for (size_t i = 0; i <= text.size(); ++i) {
          if (i < text.size() && text[i] != ' ') {
            word += text[i];
            continue;
          }
          if (word.empty()) continue;
          if (!lines.empty() && lines.back().size() + 1 + word.size() <= @width) lines.back() += " " + word;
          else lines.push_back(word);
          word.clear();
        }
        return lines@size;
        """,
        width=width,
        size=".size()" if what == "count" else "",
    )

    def oracle(text: str) -> object:
        lines = textwrap.wrap(" ".join(text.split()), width, break_long_words=False, break_on_hyphens=False)
        return lines if what == "lines" else len(lines)

    def given(r: random.Random) -> list[str]:
        text = _words(r, 12)
        return [
            text.replace(" ", "  ", 1)
            if r.random() < 0.3
            else text + r.choice(("", " ")) + r.choice(("", "", "x" * (width + 2)))
        ]

    wanted = "the lines" if what == "lines" else "the number of lines"
    return Made(
        f"{'std::vector<std::string>' if what == 'lines' else 'size_t'} @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that breaks a text into lines of at most {width} characters and returns {wanted}. Words are separated by one or more spaces and joined by one; a line takes as many words as fit; a word longer than {width} has a line of its own. No words, no lines.",
            f"How do I word-wrap dialogue for a box that is {width} characters wide? Greedy, single spaces between words (the input may have several), overlong words alone on their line, unbroken. I need {wanted}; an empty text has none.",
            f"greedy wrap at {width}: add the next word if len(line) + 1 + len(word) <= {width}, else new line; split at runs of spaces; result: {wanted}",
            f"The message editor previews how the text flows in the window ({width} letters a row). Fill each row with whole words; never split one, even if it is too long for a row. Extra spaces vanish. Return {wanted}.",
        ),
    )


def text_width(rng: random.Random) -> Made:
    gap = rng.choice((0, 1, 1, 2))
    default = rng.choice((8, 6, 4))
    between = rng.random() < 0.5 and gap > 0
    body = f"int width = 0;\nfor (char letter : text) {{\n  size_t code = static_cast<uint8_t>(letter);\n  width += (code < widths.size() ? widths[code] : {default}){f' + {gap}' if gap else ''};\n}}\nreturn {f'text.empty() ? 0 : width - {gap}' if between else 'width'};"

    def oracle(text: str, widths: list[int]) -> int:
        parts = [widths[ord(one)] if ord(one) < len(widths) else default for one in text]
        gaps = max(len(parts) - 1, 0) if between else len(parts)
        return sum(parts) + gap * gaps

    spacing = (
        ""
        if not gap
        else f" Between two letters there {'is 1 pixel' if gap == 1 else f'are {gap} pixels'}, none behind the last."
        if between
        else f" Each letter, also the last, is followed by {gap} empty pixel{'s' * (gap > 1)}."
    )
    return Made(
        f"int @f({_TEXT}, {BYTES} widths)",
        body,
        oracle,
        lambda r: [
            "".join(r.choice("ABCDEFG") for _ in range(r.randrange(0, 9))),
            [r.randrange(1, 9) for _ in range(r.choice((68, 70, 90)))],
        ],
        (
            f"Write a function that returns the width in pixels of a text in a proportional font: `widths[c]` is the width of the character with code c (ASCII); codes beyond the table are {default} wide.{spacing}",
            f"How do I measure a string with a variable-width font? Table `widths` by ASCII code, {default} where it is too short.{spacing} An empty text has width 0.",
            f"sum of w(c), w(c) = widths[c] or {default}"
            + (f", plus {gap} {'between neighbours' if between else 'after each'}" if gap else ""),
            f"To warn about overflowing lines I add up letter widths. The table begins with character code 0 and may not reach all letters: those have {default} pixels.{spacing}",
        ),
    )


def expand_dictionary(rng: random.Random) -> Made:
    first = rng.choice((0x80, 0x88, 0xE0, 0xC0))
    body = f"std::string text;\nfor (uint8_t code : codes) {{\n  if (code < {hexadecimal(first)}) text += static_cast<char>(code);\n  else if (code - {hexadecimal(first)}u < words.size()) text += words[code - {hexadecimal(first)}];\n}}\nreturn text;"

    def oracle(codes: list[int], words: list[str]) -> str:
        return "".join(chr(code) if code < first else (words[code - first :] or [""])[0] for code in codes)

    def given(r: random.Random) -> list[object]:
        words = [r.choice(("the ", "you", "sword", " of", "Hyrule", "")) for _ in range(r.randrange(0, 6))]
        return [[r.choice((r.randrange(0x41, 0x5B), first + r.randrange(7))) for _ in range(r.randrange(0, 10))], words]

    return Made(
        f"std::string @f({BYTES} codes, const std::vector<std::string>& words)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands dictionary codes: bytes below {hexadecimal(first)} are ASCII characters, byte {hexadecimal(first)} + n stands for `words[n]`; codes without a word are left out.",
            f"How do I decode text with a dictionary? Below {hexadecimal(first)} a byte is the character itself; from there on it is an index (minus {hexadecimal(first)}) into `words`, and an index that is too large gives nothing.",
            f"out += c < {hexadecimal(first)} ? char(c) : words[c - {hexadecimal(first)}] (nothing if there is no such word)",
            f"Frequent words of the script are single bytes from {hexadecimal(first)} on. Replace them by the entries of `words`, copy all other bytes as ASCII, skip invalid ones.",
        ),
    )


def compress_dictionary(rng: random.Random) -> Made:
    first = rng.choice((0x80, 0x88, 0xE0))
    longest = rng.random() < 0.6
    if longest:
        body = f"std::vector<uint8_t> codes;\nfor (size_t at = 0; at < text.size();) {{\n  size_t best = 0, length = 0;\n  for (size_t i = 0; i < words.size(); ++i)\n    if (words[i].size() > length && text.compare(at, words[i].size(), words[i]) == 0) best = i, length = words[i].size();\n  codes.push_back(length ? {hexadecimal(first)} + best : text[at]);\n  at += length ? length : 1;\n}}\nreturn codes;"
    else:
        body = f"std::vector<uint8_t> codes;\nfor (size_t at = 0; at < text.size();) {{\n  size_t i = 0;\n  while (i < words.size() && text.compare(at, words[i].size(), words[i]) != 0) ++i;\n  codes.push_back(i < words.size() ? {hexadecimal(first)} + i : text[at]);\n  at += i < words.size() ? words[i].size() : 1;\n}}\nreturn codes;"

    def oracle(text: str, words: list[str]) -> list[int]:
        out = []
        while text:
            fits = [(len(word) if longest else 0, -place) for place, word in enumerate(words) if text.startswith(word)]
            if fits:
                place = -max(fits)[1]
                out.append(first + place)
                text = text[len(words[place]) :]
            else:
                out.append(ord(text[0]))
                text = text[1:]
        return out

    def given(r: random.Random) -> list[object]:
        pool = ["the", "th", "he ", "e", "sword", "word", "or", " s", "hes"]
        words = r.sample(pool, r.randrange(0, 6))
        return [
            "".join(r.choice(("the", "th", " ", "sword", "or", "xy", "hes")) for _ in range(r.randrange(0, 8))),
            words,
        ]

    rule = (
        "the longest word that fits there (the first in the list on ties)"
        if longest
        else "the first word in the list that fits there"
    )
    return Made(
        f"std::vector<uint8_t> @f({_TEXT}, const std::vector<std::string>& words)",
        body,
        oracle,
        given,
        (
            f"Write a function that packs a text with a dictionary: going from left to right, take {rule} and write {hexadecimal(first)} + its index; where none fits, write the character as it is. No word is empty.",
            f"How do I compress dialogue with a word list? At each position: {rule} -> byte {hexadecimal(first)} + index, and go on behind it; otherwise copy one character. All words have at least one letter.",
            f"at = 0; word w at `at` ({rule}) -> emit {hexadecimal(first)} + index(w), at += len(w); else emit text[at], at += 1",
            f"Putting the script back into the ROM, I replace words by one-byte codes from {hexadecimal(first)} on. Scan once; at every point prefer {rule}. Characters outside of words stay ASCII. (Words are never empty.)",
        ),
    )


def strip_commands(rng: random.Random) -> Made:
    first, count = rng.choice((0x60, 0x67, 0x70, 0xF0)), rng.choice((8, 16, 4))
    args = rng.choice((0, 1, 2))
    special = first + rng.randrange(count)
    what = rng.choice(("strip", "count"))
    if what == "strip":
        loop = f"if (codes[i] < {hexadecimal(first)} || codes[i] >= {hexadecimal(first + count)}) letters.push_back(codes[i]);"
        start, ret, returns = "std::vector<uint8_t> letters;", "return letters;", "std::vector<uint8_t>"
    else:
        loop = f"if (codes[i] < {hexadecimal(first)} || codes[i] >= {hexadecimal(first + count)}) ++letters;"
        start, ret, returns = "int letters = 0;", "return letters;", "int"
    skip = f"\n  if (codes[i] == {hexadecimal(special)}) i += {args};" if args else ""
    if first + count > 255:
        loop = loop.replace(f" || codes[i] >= {hexadecimal(first + count)}", "")
    body = f"{start}\nfor (size_t i = 0; i < codes.size(); ++i) {{\n  {loop}{skip}\n}}\n{ret}"

    def oracle(codes: list[int]) -> object:
        letters, left = [], list(codes)
        while left:
            code = left.pop(0)
            if first <= code < first + count:
                del left[: args if code == special else 0]
            else:
                letters.append(code)
        return letters if what == "strip" else len(letters)

    def given(r: random.Random) -> list[object]:
        return [
            [
                r.choice((r.randrange(0x20), special, first + r.randrange(count), r.randrange(256)))
                for _ in range(r.randrange(0, 16))
            ]
        ]

    arguments = (
        f" {hexadecimal(special)} is followed by {args} byte{'s' * (args > 1)} of arguments, which {'are' if args > 1 else 'is'} no letter{'s' * (args > 1)} whatever the value; the data may end within them."
        if args
        else ""
    )
    result = "the letters alone" if what == "strip" else "the number of letters"
    return Made(
        f"{returns} @f({BYTES} codes)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {result} of a message: bytes from {hexadecimal(first)} to {hexadecimal(first + count - 1)} are commands, all others letters.{arguments}",
            f"How do I ignore control codes in game text? Commands are {hexadecimal(first)}..{hexadecimal(first + count - 1)}.{arguments} I want {result}.",
            f"drop {hexadecimal(first)}-{hexadecimal(first + count - 1)}{f' ({hexadecimal(special)} with {args} more)' if args else ''}; result: {result}",
            f"For spell checking I need {result}. The script mixes letters with commands ({hexadecimal(first)} up to {hexadecimal(first + count - 1)}).{arguments}",
        ),
    )


def format_bytes(rng: random.Random) -> Made:
    per = rng.choice((8, 16, 4))
    style = rng.choice(("asm", "plain", "c"))
    prefix, item, sep = {"asm": ("db ", "${:02X}", ","), "plain": ("", "{:02X}", " "), "c": ("", "0x{:02X}", ", ")}[
        style
    ]
    spec = {"asm": "$%02X", "plain": "%02X", "c": "0x%02X"}[style]
    body = cpp(
        """
        std::string text;
        for (size_t i = 0; i < data.size(); ++i) {
          if (i % @per == 0) text += @start;
          else text += "@sep";
          char byte[8];
          std::snprintf(byte, sizeof byte, "@spec", data[i]);
          text += byte;
        }
        return text;
        """,
        per=per,
        start=f'i == 0 ? "{prefix}" : "\\n{prefix}"' if prefix else 'i == 0 ? "" : "\\n"',
        sep=sep,
        spec=spec,
    )

    def oracle(data: list[int]) -> str:
        lines = [data[i : i + per] for i in range(0, len(data), per)]
        return "\n".join(prefix + sep.join(item.format(one) for one in line) for line in lines)

    shown = prefix + sep.join(item.format(one) for one in (0x0A, 0xFF))
    return Made(
        f"std::string @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, per - 1, per, per + 1, r.randrange(2 * per + 3))))],
        (
            f'Write a function that prints bytes {per} a line, like "{shown}" for the two bytes 10 and 255: upper-case hexadecimal with two digits, "{sep}" between bytes, lines separated by \'\\n\' (none at the end). No data give an empty string.',
            f'How do I dump a buffer as text? {per} bytes per line in the form "{shown}", "\\n" between lines but not after the last.',
            f'lines of {per}: {f"{chr(34)}{prefix}{chr(34)} + " if prefix else ""}join("{sep}", {item.replace("{:02X}", "HH")}); lines joined by "\\n"',
            f'"Copy as {"assembly" if style == "asm" else "C array" if style == "c" else "hex"}" puts text such as "{shown}" on the clipboard, at most {per} bytes to a line, newline only between lines, capital hex digits.',
        ),
    )


def parse_bytes(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    comma = rng.random() < 0.5
    separators = "spaces and commas" if comma else "spaces"
    odd = "std::nullopt" if strict else "what was read so far"
    fail = "return std::nullopt;" if strict else "break;"
    returns = "std::optional<std::vector<uint8_t>>" if strict else "std::vector<uint8_t>"
    test = "text[i] == ' ' || text[i] == ','" if comma else "text[i] == ' '"
    body = cpp(
        """
        std::vector<uint8_t> bytes;
        auto digit = [](char c) {
          if (c >= '0' && c <= '9') return c - '0';
          if (c >= 'A' && c <= 'F') return c - 'A' + 10;
          if (c >= 'a' && c <= 'f') return c - 'a' + 10;
          return -1;
        };
        for (size_t i = 0; i < text.size();) {
          if (@test) {
            ++i;
            continue;
          }
          if (i + 1 >= text.size() || digit(text[i]) < 0 || digit(text[i + 1]) < 0) @fail
          bytes.push_back(digit(text[i]) * 16 + digit(text[i + 1]));
          i += 2;
        }
        return bytes;
        """,
        test=test,
        fail=fail,
    )

    def oracle(text: str) -> list[int] | None:
        out: list[int] = []
        digits = "0123456789abcdef"
        left = text.lower()
        while left := left.lstrip(" ," if comma else " "):
            if len(left) < 2 or left[0] not in digits or left[1] not in digits:
                return None if strict else out
            out.append(int(left[:2], 16))
            left = left[2:]
        return out

    def given(r: random.Random) -> list[str]:
        parts = [
            f"{r.randrange(256):02X}" if r.random() < 0.5 else f"{r.randrange(256):02x}"
            for _ in range(r.randrange(0, 7))
        ]
        text = r.choice((" ", "", "  ", ", " if comma else " ")).join(parts)
        return [text + r.choice(("", "", "", " ", "F", "0G", " 1 2"))]

    return Made(
        f"{returns} @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that parses pairs of hexadecimal digits (either case) to bytes. {separators.capitalize()} may stand before, between and after pairs, not within one. At anything else, {'return an empty optional' if strict else 'stop and return what was read so far'}.",
            f'How do I read a hex string like "A9 00{"," if comma else ""} 8d1921" into bytes? Two digits a byte, {separators} around them are skipped; on a bad or missing digit the result is {odd}.',
            f"text = ({'[ ,]' if comma else '[ ]'}* HH)* {'[ ,]' if comma else '[ ]'}* -> bytes; violation: {odd}",
            f"Pasting bytes into the hex editor: two digits for each, upper or lower case, with any number of {separators} around the pairs. If the text breaks that form somewhere, give {odd}.",
        ),
    )


def parse_number(rng: random.Random) -> Made:
    top = rng.choice((255, 65535, 0xFFFFFF))
    style = rng.choice((("$", 16), ("0x", 16), ("%", 2)))
    prefix, base = style
    body = cpp(
        """
        uint32_t base = 10, value = 0;
        size_t at = 0;
        if (text.compare(0, @size, "@prefix") == 0) base = @base, at = @size;
        if (at == text.size()) return -1;
        for (; at < text.size(); ++at) {
          char c = text[at];
          uint32_t digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
          if (digit >= base) return -1;
          value = value * base + digit;
          if (value > @top) return -1;
        }
        return static_cast<int>(value);
        """,
        size=len(prefix),
        prefix=prefix,
        base=base,
        top=top,
    )

    def oracle(text: str) -> int:
        radix, digits = (base, text[len(prefix) :]) if text.startswith(prefix) else (10, text)
        allowed = "0123456789abcdef"[:radix]
        if not digits or any(one not in allowed for one in digits.lower()):
            return -1
        value = int(digits, radix)
        return value if value <= top else -1

    def given(r: random.Random) -> list[str]:
        number = r.choice((top, top + 1, r.randrange(top + 1), r.randrange(100), 0))
        text = prefix + {16: f"{number:x}", 2: f"{number:b}"}[base] if r.random() < 0.6 else str(number)
        return [
            r.choice(
                (
                    text,
                    text,
                    text,
                    text.upper().replace("0X", "0x"),
                    "",
                    prefix,
                    text + "g",
                    "-" + text,
                    "0" + text,
                    " " + text,
                )
            )
        ]

    name = {16: "hexadecimal (digits of either case)", 2: "binary"}[base]
    return Made(
        f"int @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f'Write a function that parses a number: with the prefix "{prefix}" it is {name}, without it decimal. Return -1 for an empty number, a wrong character (signs and spaces too) or a value above {top}. Leading zeros are fine.',
            f'How do I read numbers the way an assembler writes them? "{prefix}" means {name}, else decimal; 0 to {top}; -1 for everything that is no such number.',
            f'"{prefix}"digits base {base} | digits base 10 -> value; invalid or > {top}: -1',
            f'A field of my dialog takes {top} at most, as decimal or, after "{prefix}", {name}. No blanks, no signs, at least one digit; any number of leading zeros. Bad input is -1.',
        ),
    )


def decimal_digits(rng: random.Random) -> Made:
    places = rng.choice((3, 4, 5, 2))
    zero = rng.choice((0x90, 0xA0, 0x30, 0x00, 0x10))
    blank = rng.choice((None, 0x7F, 0xFF, 0x20))
    top = 10**places - 1
    body = f"std::array<uint8_t, {places}> codes{{}};\nint value = std::min(number, {top});\nfor (int i = {places - 1}; i >= 0; --i) {{\n  codes[i] = {hexadecimal(zero)} + value % 10;\n  value /= 10;\n}}\n"
    if blank is not None:
        body += f"for (int i = 0; i < {places - 1} && codes[i] == {hexadecimal(zero)}; ++i) codes[i] = {hexadecimal(blank)};\n"
    body += "return codes;"

    def oracle(number: int) -> list[int]:
        text = f"{min(number, top):0{places}d}" if blank is None else f"{min(number, top):{places}d}"
        return [(blank or 0) if one == " " else zero + int(one) for one in text]

    lead = (
        f"leading zeros are replaced by {hexadecimal(blank)}, but the last digit is always shown"
        if blank is not None
        else "leading zeros are shown"
    )
    return Made(
        f"std::array<uint8_t, {places}> @f(int number)",
        body,
        oracle,
        lambda r: [r.choice((0, 9, 10, top, top + 1, r.randrange(top), r.randrange(top), 5 * 10 ** (places - 1)))],
        (
            f"Write a function that turns a number (0 or more) into {places} digit tiles, {hexadecimal(zero)} being the digit 0 and the others following; {lead}. Numbers above {top} are shown as {top}.",
            f"How do I get the tiles of a counter? {places} decimal places, most significant first, tile {hexadecimal(zero)} + digit; {lead}; at most {top}. Never negative.",
            f"digits of min(n, {top}), {places} places, each + {hexadecimal(zero)}; {lead}; n >= 0",
            f"The HUD preview shows rupees with {places} tiles. The digit d is tile {hexadecimal(zero)} + d; {lead}. What exceeds {places} digits is capped at {top}.",
        ),
    )


def bcd(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    big = rng.random() < 0.4
    back = rng.random() < 0.5
    top = 100**size
    order = "most significant byte first" if big else "least significant byte first"
    if size == 1:
        order = "one byte"
    if back:
        loop = "for (uint8_t byte : bytes)" if big else f"for (int i = {size - 1}; i >= 0; --i)"
        item = "byte" if big else "bytes[i]"
        body = f"int value = 0;\n{loop} value = value * 100 + ({item} >> 4) * 10 + ({item} & 15);\nreturn value;"

        def decoded(data: list[int]) -> int:
            return int("".join(f"{byte:02x}" for byte in (data if big else data[::-1])))

        return Made(
            f"int @f(const std::array<uint8_t, {size}>& bytes)",
            body,
            decoded,
            lambda r: [[r.randrange(10) * 16 + r.randrange(10) for _ in range(size)]],
            (
                f"Write a function that decodes a binary-coded decimal number of {2 * size} digits, two to a byte (the tens in the upper nibble), {order}. All nibbles are 0 to 9.",
                f"How do I read BCD ({size} byte{'s' * (size > 1)}, {order})? Valid digits only; result is a plain int.",
                f"value of {2 * size} BCD digits, high nibble = tens, {order}",
                f"The game stores its score in BCD: {2 * size} decimal digits, a nibble each, {order}. My save editor needs the number.",
            ),
        )
    loop = f"for (int i = {size - 1}; i >= 0; --i)" if big else f"for (int i = 0; i < {size}; ++i)"
    body = f"std::array<uint8_t, {size}> bytes{{}};\nvalue %= {top};\n{loop} {{\n  bytes[i] = value / 10 % 10 << 4 | value % 10;\n  value /= 100;\n}}\nreturn bytes;"

    def encoded(value: int) -> list[int]:
        text = f"{value % top:0{2 * size}d}"
        data = [int(text[i : i + 2], 16) for i in range(0, 2 * size, 2)]
        return data if big else data[::-1]

    return Made(
        f"std::array<uint8_t, {size}> @f(uint32_t value)",
        body,
        encoded,
        lambda r: [r.choice((0, top - 1, top, r.randrange(top), r.randrange(2 * top)))],
        (
            f"Write a function that encodes a number as binary-coded decimal in {size} byte{'s' * (size > 1)}, two digits a byte with the tens in the upper nibble, {order}. Only the last {2 * size} digits of the number are kept.",
            f"How do I write {2 * size}-digit BCD? {order.capitalize()}; high nibble = tens; take the value modulo {top}.",
            f"value mod {top} -> {size} BCD byte{'s' * (size > 1)}, {order}",
            f"A save file wants a counter in BCD, {order}: each byte has two decimal digits, the larger place in its upper half. Digits beyond {2 * size} are cut off on the left.",
        ),
    )


def pad_name(rng: random.Random) -> Made:
    length = rng.choice((4, 6, 8, 21))
    fill = rng.choice((0x20, 0x00, 0xFF, 0x7F))
    centre = rng.random() < 0.35
    upper = rng.random() < 0.4
    body = f"std::vector<uint8_t> field({length}, {hexadecimal(fill)});\nsize_t count = std::min<size_t>(name.size(), {length});\nsize_t start = {f'({length} - count) / 2' if centre else '0'};\nfor (size_t i = 0; i < count; ++i) field[start + i] = {'std::toupper(name[i])' if upper else 'name[i]'};\nreturn field;".replace(
        "size_t start = 0;\n", ""
    ).replace("field[start + i]", "field[start + i]" if centre else "field[i]")

    def oracle(name: str) -> list[int]:
        text = name[:length].upper() if upper else name[:length]
        left = (length - len(text)) // 2 if centre else 0
        return [fill] * left + [ord(one) for one in text] + [fill] * (length - len(text) - left)

    where = "centred; an odd empty place goes to the right" if centre else "at the left"
    case = ", letters a-z made capital" if upper else ""
    return Made(
        "std::vector<uint8_t> @f(const std::string& name)",
        body,
        oracle,
        lambda r: [
            "".join(r.choice("LinkZeda19 ") for _ in range(r.choice((0, 1, 3, length, length - 1, length + 2))))
        ],
        (
            f"Write a function that puts an ASCII name into a field of {length} bytes, {where}{case}. The rest is {hexadecimal(fill)}; a longer name is cut after {length} characters.",
            f"How do I store a name of fixed length? {length} bytes, text {where}, filler {hexadecimal(fill)}, too long names truncated{case}. ASCII only.",
            f"field[{length}] = {hexadecimal(fill)}; copy first {length} characters {where}{case}",
            f"The name entry of my editor writes {length} bytes to the save, {where}, with {hexadecimal(fill)} in unused places{case}. Ignore what is beyond {length} letters.",
        ),
    )


def split_messages(rng: random.Random) -> Made:
    end = rng.choice((0x7F, 0xFF, 0x00, 0xFB))
    what = rng.choice(("offsets", "nth", "lengths"))
    limit = hexadecimal(end)
    if what == "offsets":
        body = f"std::vector<uint32_t> starts;\nbool first = true;\nfor (size_t i = 0; i < data.size(); ++i) {{\n  if (first) starts.push_back(static_cast<uint32_t>(i));\n  first = data[i] == {limit};\n}}\nreturn starts;"
        signature = f"std::vector<uint32_t> @f({BYTES} data)"
        said = "the offset at which each message starts"
    elif what == "lengths":
        body = f"std::vector<uint32_t> lengths;\nuint32_t length = 0;\nfor (uint8_t byte : data) {{\n  if (byte == {limit}) {{\n    lengths.push_back(length);\n    length = 0;\n  }} else {{\n    ++length;\n  }}\n}}\nreturn lengths;"
        signature = f"std::vector<uint32_t> @f({BYTES} data)"
        said = "the length of each message, without its end byte"
    else:
        body = f"std::vector<uint8_t> message;\nfor (uint8_t byte : data) {{\n  if (byte == {limit}) {{\n    if (index-- == 0) break;\n  }} else if (index == 0) {{\n    message.push_back(byte);\n  }}\n}}\nreturn message;"
        signature = f"std::vector<uint8_t> @f({BYTES} data, int index)"
        said = "the bytes of message number `index` (from 0) without its end byte; nothing if there are fewer messages"

    def oracle(data: list[int], index: int = 0) -> object:
        messages = bytes(data).split(bytes([end]))[:-1]
        if what == "nth":
            return list(messages[index]) if index < len(messages) else []
        sizes = [len(one) for one in messages]
        return sizes if what == "lengths" else [sum(sizes[:i]) + i for i in range(len(sizes))]

    def given(r: random.Random) -> list[object]:
        data = b"".join(
            bytes(one for one in r.randbytes(r.randrange(0, 5)) if one != end) + bytes([end])
            for _ in range(r.randrange(0, 6))
        )
        return [data, r.randrange(6)] if what == "nth" else [data]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {said}. The data consist of messages, each ended by a byte {limit}; a message may be empty, and the data end with an end byte or are empty.",
            f"How do I split a text bank in which {limit} ends every message (the last one too)? I want {said}.",
            f"data = (message {limit})*; result: {said}",
            f"All dialogue lies in one block: message, {limit}, message, {limit} and so on to the end. Empty messages exist. Give me {said}.",
        ),
    )


def title_case(rng: random.Random) -> Made:
    mark = rng.choice(("_", "-", "."))
    style = rng.choice(("Title", "lower", "label"))
    if style == "Title":
        body = f"std::string out;\nbool first = true;\nfor (char letter : text) {{\n  if (letter == '{mark}') {{\n    out += ' ';\n    first = true;\n  }} else {{\n    out += first ? std::toupper(letter) : std::tolower(letter);\n    first = false;\n  }}\n}}\nreturn out;"
        said = f"replaces each '{mark}' by a space, makes the first letter of every word a capital and all others small"
    elif style == "lower":
        body = f"std::string out;\nfor (size_t i = 0; i < text.size(); ++i) {{\n  if (std::isupper(static_cast<unsigned char>(text[i])) && i > 0) out += '{mark}';\n  out += std::tolower(text[i]);\n}}\nreturn out;"
        said = f"puts a '{mark}' before every capital letter except at the beginning, and makes all letters small"
    else:
        body = "std::string out;\nfor (char letter : text) {\n  if (std::isalnum(static_cast<unsigned char>(letter))) out += letter;\n  else if (!out.empty() && out.back() != '_') out += '_';\n}\nif (!out.empty() && out.back() == '_') out.pop_back();\nreturn out;"
        said = "keeps ASCII letters and digits and turns every run of other characters between them into one '_'; other characters at the beginning and the end vanish"

    def oracle(text: str) -> str:
        if style == "Title":
            return " ".join(word[:1].upper() + word[1:].lower() for word in text.split(mark))
        if style == "lower":
            return "".join(mark * (one.isupper() and i > 0) + one.lower() for i, one in enumerate(text))
        return "_".join("".join(one if one.isalnum() else " " for one in text).split())

    def given(r: random.Random) -> list[str]:
        return [
            "".join(
                r.choice("abQRxZ1" + (mark if style == "Title" else "Q" if style == "lower" else "_ -!"))
                for _ in range(r.randrange(0, 14))
            )
        ]

    return Made(
        f"std::string @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that {said}. The text is ASCII.",
            f"How do I make {'display names of identifiers' if style == 'Title' else 'identifiers of names' if style == 'lower' else 'a label of any text'}? A function that {said}. Only ASCII occurs.",
            f"ASCII text -> text; {said}",
            f"My editor {'shows symbols as readable names' if style == 'Title' else 'exports names as keys' if style == 'lower' else 'writes assembler labels'}. The helper {said}; input is plain ASCII.",
        ),
    )


def replace_bytes_in_text(rng: random.Random) -> Made:
    pairs = rng.sample(
        [
            ("[heart]", 0xD2),
            ("[left]", 0xD3),
            ("[up]", 0xD4),
            ("[end]", 0xFF),
            ("[name]", 0x6A),
            ("[wait]", 0x7E),
            ("[line]", 0x75),
        ],
        3,
    )
    table = ", ".join(f'{{"{n}", {hexadecimal(c)}}}' for n, c in pairs)
    body = f"static const std::pair<std::string, uint8_t> tokens[] = {{{table}}};\nstd::vector<uint8_t> codes;\nfor (size_t at = 0; at < text.size();) {{\n  bool found = false;\n  for (const auto& [name, code] : tokens)\n    if (text.compare(at, name.size(), name) == 0) {{\n      codes.push_back(code);\n      at += name.size();\n      found = true;\n      break;\n    }}\n  if (!found) codes.push_back(text[at++]);\n}}\nreturn codes;"

    def oracle(text: str) -> list[int]:
        for name, code in pairs:
            text = text.replace(name, chr(code))
        return [ord(one) for one in text]

    def given(r: random.Random) -> list[str]:
        return [
            "".join(
                r.choice(("Hi", " ", "[", "]", "[x]", "x", *(name for name, _ in pairs), pairs[0][0][:-1]))
                for _ in range(r.randrange(0, 8))
            )
        ]

    listed = ", ".join(f"{name} is {hexadecimal(code)}" for name, code in pairs)
    return Made(
        f"std::vector<uint8_t> @f({_TEXT})",
        body,
        oracle,
        given,
        (
            f"Write a function that encodes a script text: {listed}; every other character is its ASCII code, also brackets that belong to none of these.",
            f"How do I parse tokens in messages? {listed}; whatever is no such token is copied character by character.",
            f"scan left to right: {listed}; else the character's code",
            f"Translators write special codes as words in brackets: {listed}. Produce the bytes; unknown brackets are just characters.",
        ),
    )


RECIPES = (
    encode_letter,
    decode_text,
    wrap_words,
    text_width,
    expand_dictionary,
    compress_dictionary,
    strip_commands,
    format_bytes,
    parse_bytes,
    parse_number,
    decimal_digits,
    bcd,
    pad_name,
    split_messages,
    title_case,
    replace_bytes_in_text,
)
