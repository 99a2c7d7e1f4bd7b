"""Tools for a game's script: table files, control codes, boxes, names and numbers put in, pairs, blocks with pointers."""

import random
from collections import Counter
from itertools import pairwise

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "text"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def table_line(rng: random.Random) -> Made:
    struct = Struct("TableEntry", (("int", "code"), ("str", "text")))
    digits = rng.choice((2, 2, 4))
    body = cpp(
        """
        if (line.size() < @least || line[@n] != '=') return std::nullopt;
        int code = 0;
        for (int i = 0; i < @n; ++i) {
          const char c = line[i];
          if (c >= '0' && c <= '9') code = code * 16 + (c - '0');
          else if (c >= 'A' && c <= 'F') code = code * 16 + (c - 'A' + 10);
          else if (c >= 'a' && c <= 'f') code = code * 16 + (c - 'a' + 10);
          else return std::nullopt;
        }
        return TableEntry{code, line.substr(@n + 1)};
        """,
        n=digits,
        least=digits + 2,
    )

    def oracle(line: str) -> Record | None:
        code, mark, text = line[:digits], line[digits : digits + 1], line[digits + 1 :]
        if mark != "=" or not text or any(c not in "0123456789abcdefABCDEF" for c in code):
            return None
        return Record(("code", "text"), (int(code, 16), text))

    def given(r: random.Random) -> list[str]:
        code = f"{r.randrange(16**digits):0{digits}{r.choice('Xx')}}"
        text = r.choice(("A", "th", "=", " ", "[name]", "z", ""))
        return [
            r.choice(
                (
                    f"{code}={text}",
                    f"{code}={text}",
                    f"{code}={text}",
                    f"{code} {text}",
                    f"{code[1:]}={text}",
                    f"G{code[1:]}={text}",
                    "",
                    code,
                    f"*{code}",
                )
            )
        ]

    return Made(
        "std::optional<TableEntry> @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f"Write a function that parses one line of a .tbl file: exactly {digits} hexadecimal digits (either case), an equals sign, and the text for this code, at least one character up to the end of the line. The text may contain anything, spaces and further equals signs too. Any other line gives an empty optional.",
            f"\"{'8' * (digits - 1)}0=th\" -> code and text; {digits} hex digits, '=', one or more characters; else nullopt",
            f"How do I read a Thingy table line by line? Code of {digits} hex digits, =, characters (whatever they are, but not none). End markers and comments have other forms; for these there is no result.",
            f"My script dumper loads table files. For a line such as {'8' * (digits - 1)}0=A give me code and text; {digits} digits in upper or lower case, no blanks around them. Lines that don't look like this, or have nothing behind the first '=', are skipped by the caller when I return nothing.",
        ),
        (struct,),
    )


def boxes_of_message(rng: random.Random) -> Made:
    lines = rng.choice((2, 3, 4))
    newline, page, end = rng.sample((0xFE, 0xFD, 0x7F, 0x75, 0x76, 0xFF), 3)
    body = cpp(
        """
        int boxes = 1, line = 1;
        for (size_t i = 0; i < message.size() && message[i] != @end; ++i) {
          if (message[i] == @newline) ++line;
          if (message[i] == @page || line > @lines) {
            ++boxes;
            line = 1;
          }
        }
        return boxes;
        """,
        end=hexadecimal(end),
        newline=hexadecimal(newline),
        page=hexadecimal(page),
        lines=lines,
    )

    def oracle(message: list[int]) -> int:
        text = message[: message.index(end)] if end in message else message
        pages = bytes(text).split(bytes([page]))
        return sum(1 + one.count(newline) // lines for one in pages)

    def given(r: random.Random) -> list[bytes]:
        return [
            bytes(r.choice((1, 2, newline, newline, page)) for _ in range(r.randrange(16)))
            + r.choice((bytes([end]), b"", bytes([end, newline, page])))
        ]

    return Made(
        f"int @f({BYTES} message)",
        body,
        oracle,
        given,
        (
            f"Write a function that counts the text boxes a message needs. A box has {lines} lines; 0x{newline:02X} begins the next line, in a new box if the present one is full, and 0x{page:02X} begins a new box at once. 0x{end:02X} (or the end of the data) ends the message; even an empty one takes one box.",
            f"boxes in a message: ${newline:02X} = next line ({lines} a box, then a new box), ${page:02X} = new box, ${end:02X} = end; starts with one box",
            f"How often will the player have to press A? I'd like the number of boxes: it starts at 1, ${page:02X} opens a new one, and so does a line break (${newline:02X}) on the last of the {lines} lines. A new box starts on its first line. Stop at ${end:02X} or at the end of `message`.",
            f"In my script editor a message shows how many boxes it fills. Breaks are ${newline:02X} (line; box after {lines} lines) and ${page:02X} (box, however few lines are used). Nothing from ${end:02X} on counts. Breaks at the very end count like others.",
        ),
    )


def put_in_number(rng: random.Random) -> Made:
    code = rng.choice((0xF0, 0x6C, 0xE5))
    zero = rng.choice((0x34, 0xA0, 0x30, 0x10))
    width = rng.choice((0, 3, 4))
    pad = rng.choice((0x00, 0x59, zero))
    body = cpp(
        """
        std::string digits = std::to_string(value);
        std::vector<uint8_t> out;
        for (uint8_t one : message) {
          if (one != @code) {
            out.push_back(one);
            continue;
          }
          @pad
          for (char digit : digits) out.push_back(digit - '0' + @zero);
        }
        return out;
        """,
        code=hexadecimal(code),
        pad=f"for (size_t i = digits.size(); i < {width}; ++i) out.push_back({hexadecimal(pad)});"
        if width
        else "@none",
        zero=hexadecimal(zero),
    ).replace("  @none\n", "")

    def oracle(message: list[int], value: int) -> list[int]:
        shown = [int(digit) + zero for digit in str(value)]
        shown = [pad] * (width - len(shown)) + shown
        return [byte for one in message for byte in (shown if one == code else [one])]

    def given(r: random.Random) -> list[object]:
        return [
            bytes(r.choice((1, 2, code, r.randrange(256))) for _ in range(r.randrange(8))),
            r.choice((0, 7, 10, 99, 100, 999, r.randrange(10000))),
        ]

    form = (
        f"right-aligned in {width} places, with 0x{pad:02X} in front where it is shorter (a longer one is not cut)"
        if width
        else "without leading zeros"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} message, uint16_t value)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands the number code of a message: each byte 0x{code:02X} is replaced by `value` in decimal, {form}. The digits 0 to 9 are the characters 0x{zero:02X} to 0x{zero + 9:02X}. All other bytes are copied.",
            f"${code:02X} -> decimal digits of `value` (0 is ${zero:02X}), {form}",
            f'How does "You have [num] rupees" get its number? The code is ${code:02X}, it may come several times, and the font has its digits at ${zero:02X} and following. I want the number {form}.',
            f"Preview of a message with the variable code ${code:02X}: put the digits of `value` in its place, {form}. Digit d is character ${zero:02X} + d.",
        ),
    )


def put_in_name(rng: random.Random) -> Made:
    code, blank = rng.choice((0x6A, 0xF8, 0xC0)), rng.choice((0x00, 0x59, 0x20, 0xFF))
    length = rng.choice((4, 6, 8))
    stop = rng.random() < 0.4
    body = cpp(
        """
        @find
        std::vector<uint8_t> out;
        for (uint8_t one : message) {
          if (one == @code) out.insert(out.end(), name.begin(), end);
          else out.push_back(one);
        }
        return out;
        """,
        code=hexadecimal(code),
        find=f"auto end = std::find(name.begin(), name.end(), {hexadecimal(blank)});"
        if stop
        else f"auto end = name.end();\nwhile (end != name.begin() && end[-1] == {hexadecimal(blank)}) --end;",
    )

    def oracle(message: list[int], name: list[int]) -> list[int]:
        raw = bytes(name)
        raw = raw.partition(bytes([blank]))[0] if stop else raw.rstrip(bytes([blank]))
        return list(raw.join(bytes(message).split(bytes([code]))))

    def given(r: random.Random) -> list[bytes]:
        used = r.randrange(length + 1)
        name = bytes(r.choice((0x0B, 0x22, 0x13, blank)) for _ in range(used)) + bytes([blank]) * (length - used)
        return [bytes(r.choice((3, 4, code)) for _ in range(r.randrange(8))), name]

    cut = (
        f"up to its first 0x{blank:02X} (all of it if there is none)"
        if stop
        else f"without the 0x{blank:02X} bytes at its end (those between letters stay)"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} message, {BYTES} name)",
        body,
        oracle,
        given,
        (
            f"Write a function that puts the player's name into a message: every byte 0x{code:02X} becomes the name {cut}. `name` is a field of {length} bytes. What is inserted is not searched again.",
            f"replace ${code:02X} by `name` {cut}",
            f"How do I preview messages that address the player? Code ${code:02X} stands for the name, which is a {length}-byte field from the save; use it {cut}. The other bytes go through untouched.",
            f"My dialogue viewer shows what the game would: where the script has ${code:02X}, insert the {length}-letter name field {cut}. Bytes of the name that look like the code are not expanded once more.",
        ),
    )


def best_pair(rng: random.Random) -> Made:
    first = rng.choice((0x80, 0xC0, 0xF0))
    least = rng.choice((2, 3, 4))
    body = cpp(
        """
        std::map<int, int> count;
        for (size_t i = 0; i + 1 < text.size(); ++i)
          if (text[i] < @first && text[i + 1] < @first) ++count[text[i] << 8 | text[i + 1]];
        int best = -1;
        for (auto [pair, n] : count)
          if (n >= @least && (best < 0 || n > count[best])) best = pair;
        return best;
        """,
        first=hexadecimal(first),
        least=least,
    )

    def oracle(text: list[int]) -> int:
        tally = Counter(256 * a + b for a, b in pairwise(text) if max(a, b) < first)
        good = [one for one, n in tally.items() if n >= least]
        return min(good, key=lambda one: (-tally[one], one), default=-1)

    def given(r: random.Random) -> list[bytes]:
        letters = r.choice(((1, 2), (1, 2, 3, first), (0x20, 0x65, 0x74, first - 1, 0xFF)))
        return [bytes(r.choice(letters) for _ in range(r.choice((1, 5, 12, 25))))]

    return Made(
        f"int @f({BYTES} text)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the pair of neighbouring characters that occurs most often in a text, for a pair dictionary (DTE). Only pairs of two bytes below 0x{first:02X} count, and overlapping ones do (aaa has two). Return the first byte * 256 + the second; among equally frequent pairs the smallest such number, and -1 if no pair occurs {least} times.",
            f"most frequent adjacent pair (both < ${first:02X}, overlaps count), as hi << 8 | lo; ties: lowest; fewer than {least} occurrences: -1",
            f"Which two letters should get a DTE code next? Count every pair of adjacent bytes under ${first:02X}, also overlapping ones. I need the winner as a word with the first letter in the high byte (lowest word if several tie), or -1 when nothing reaches {least} occurrences.",
            f"Script compression, step one: of all positions i with text[i] and text[i + 1] below ${first:02X}, take the commonest pair, provided it is there at least {least} times (else -1). Ties go to the numerically smaller 256 * first + second.",
        ),
    )


def use_pair_code(rng: random.Random) -> Made:
    result = rng.choice(("saved", "none"))
    body = (
        cpp(
            """
        std::vector<uint8_t> out;
        for (size_t i = 0; i < text.size(); ++i) {
          if (i + 1 < text.size() && text[i] == first && text[i + 1] == second) {
            out.push_back(code);
            ++i;
          } else {
            out.push_back(text[i]);
          }
        }
        @saved
        text = out;
        @tail
        """,
            saved="const int saved = text.size() - out.size();" if result == "saved" else "@none",
            tail="return saved;" if result == "saved" else "@none",
        )
        .replace("@none\n", "")
        .replace("\n@none", "")
    )

    def oracle(text: list[int], first: int, second: int, code: int) -> int:
        size = len(text)
        text[:] = list(bytes(text).replace(bytes([first, second]), bytes([code])))
        return size - len(text)

    def given(r: random.Random) -> list[object]:
        first, second = r.choice(((1, 2), (1, 1), (0x74, 0x68)))
        return [
            bytes(r.choice((first, first, second, 9)) for _ in range(r.randrange(14))),
            first,
            second,
            r.choice((0x80, 0xC1)),
        ]

    tell = ", and return how many bytes that saved" if result == "saved" else ""
    return Made(
        f"{'int' if result == 'saved' else 'void'} @f({BUFFER} text, uint8_t first, uint8_t second, uint8_t code)",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces each pair `first`, `second` in a text by the single byte `code`, from left to right and without overlaps (of three equal letters the first two are a pair){tell}.",
            f"substitute (first, second) -> code, leftmost first, non-overlapping{'; returns bytes saved' if result == 'saved' else ''}",
            f"How do I apply a new DTE code to the whole script? Where `first` is followed by `second`, both give way to `code`; scan forward and go on behind a replaced pair{tell}.",
            f"Pack the text with one more pair code: `code` takes the place of `first` `second` wherever they stand side by side, the leftmost pair winning where two would overlap{tell}.",
        ),
    )


def missing_characters(rng: random.Random) -> Made:
    once = rng.random() < 0.7
    if once:
        body = "std::string missing;\nfor (char c : script)\n  if (font.find(c) == std::string::npos && missing.find(c) == std::string::npos) missing += c;\nreturn missing;"
        result = "std::string"
    else:
        body = "int missing = 0;\nfor (char c : script)\n  if (font.find(c) == std::string::npos) ++missing;\nreturn missing;"
        result = "int"

    def oracle(script: str, font: str) -> str | int:
        if once:
            return "".join(dict.fromkeys(c for c in script if c not in set(font)))
        return sum(script.count(c) for c in set(script) - set(font))

    def given(r: random.Random) -> list[str]:
        return [
            "".join(r.choice("abcXYZ!? 12") for _ in range(r.randrange(14))),
            "".join(r.sample("abcXYZ!? 12", r.randrange(4, 11))),
        ]

    wanted = (
        "the characters of a script that the font lacks, each once, in the order in which they first occur"
        if once
        else "how many characters of a script (repeats counted) the font lacks"
    )
    return Made(
        f"{result} @f(const std::string& script, const std::string& font)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {wanted}. `font` lists the characters there are; upper and lower case differ.",
            f"{wanted}; font = string of available characters, case-sensitive",
            f"My translation uses letters that the game's font has no tiles for. From the text and the string of all letters in the font, give me {wanted}. Case matters, a space is a character too.",
            f"Before inserting a script: {wanted}? `font` has every character that can be shown, in any order.",
        ),
    )


def characters_before(rng: random.Random) -> Made:
    first, count = rng.choice((0xF0, 0xE0, 0x70)), rng.choice((3, 4))
    sizes = [rng.choice((0, 1, 2)) for _ in range(count)]
    while len(set(sizes)) < 2:
        sizes = [rng.choice((0, 1, 2)) for _ in range(count)]
    result = rng.choice(("index", "count"))
    last = first + count - 1
    array = ", ".join(map(str, sizes))
    if result == "index":
        body = cpp(
            """
            static const int arguments[] = {@array};
            for (size_t i = 0; i < message.size(); ++i) {
              if (message[i] >= @first && message[i] <= @last) i += arguments[message[i] - @first];
              else if (n-- == 0) return i;
            }
            return -1;
            """,
            array=array,
            first=hexadecimal(first),
            last=hexadecimal(last),
        )
        signature = f"int @f({BYTES} message, int n)"
    else:
        body = cpp(
            """
            static const int arguments[] = {@array};
            int count = 0;
            for (size_t i = 0; i < message.size(); ++i) {
              if (message[i] >= @first && message[i] <= @last) i += arguments[message[i] - @first];
              else ++count;
            }
            return count;
            """,
            array=array,
            first=hexadecimal(first),
            last=hexadecimal(last),
        )
        signature = f"int @f({BYTES} message)"

    def oracle(message: list[int], n: int = 0) -> int:
        shown, rest = [], list(enumerate(message))
        while rest:
            place, byte = rest.pop(0)
            if first <= byte <= last:
                rest = rest[sizes[byte - first] :]
            else:
                shown.append(place)
        if result == "count":
            return len(shown)
        return shown[n] if 0 <= n < len(shown) else -1

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(8)):
            k = r.randrange(count)
            out += r.choice((r.randbytes(1), b"\x01", bytes([first + k]) + bytes([r.choice((1, first))]) * sizes[k]))
        return [out, r.randrange(7)] if result == "index" else [out]

    listed = ", ".join(f"${first + i:02X} has {size}" for i, size in enumerate(sizes))
    goal = (
        "the index of character number `n` (from 0) in `message`, or -1 if it has fewer"
        if result == "index"
        else "how many characters a message shows"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. Bytes ${first:02X} to ${last:02X} are commands with arguments ({listed}); neither count as characters, every other byte does. The last command's arguments may be missing.",
            f"{goal}; skip commands and their argument bytes ({listed}); a cut-off command at the end is fine",
            f"How do I step over control codes? In my game {listed} argument bytes, which may have any value. All other bytes are letters on the screen. I want {goal}.",
            f"The typewriter effect needs {goal}. Not letters: commands from ${first:02X} on with their arguments ({listed}). The data may end within a command.",
        ),
    )


def glyph_numbers(rng: random.Random) -> Made:
    first = rng.choice((0xF0, 0xF8, 0xFC))
    pages = rng.choice((2, 3))
    end = 0xFF
    body = cpp(
        """
        std::vector<uint16_t> glyphs;
        for (size_t i = 0; i < text.size() && text[i] != 0xFF; ++i) {
          if (text[i] >= @first && text[i] < @stop) {
            if (i + 1 == text.size()) break;
            glyphs.push_back((text[i] - @first + 1) * 256 + text[i + 1]);
            ++i;
          } else {
            glyphs.push_back(text[i]);
          }
        }
        return glyphs;
        """,
        first=hexadecimal(first),
        stop=hexadecimal(first + pages),
    )

    def oracle(text: list[int]) -> list[int]:
        out, rest = [], list(text)
        while rest and rest[0] != end:
            one = rest.pop(0)
            page = one - first + 1 if first <= one < first + pages else 0
            if page:
                if not rest:
                    break
                one = rest.pop(0)
            out.append(256 * page + one)
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(8)):
            out += r.choice(
                (
                    bytes([r.randrange(first)]),
                    bytes([first + r.randrange(pages), r.choice((0, 0xFF, first, r.randrange(256)))]),
                )
            )
        return [out + r.choice((b"", b"\xff", b"\xff\x01", bytes([first])))]

    return Made(
        f"std::vector<uint16_t> @f({BYTES} text)",
        body,
        oracle,
        given,
        (
            f"Write a function that turns a text with two-byte characters into glyph numbers. A byte from 0x{first:02X} to 0x{first + pages - 1:02X} selects page 1 to {pages} for the byte after it, whose glyph is 256 * page + that byte (whatever its value). Other bytes are glyphs of page 0, but 0xFF ends the text. A page byte with nothing behind it is dropped.",
            f"text -> glyphs: ${first:02X}-${first + pages - 1:02X} + byte = pages 1-{pages}, $FF (outside a pair) = end, other bytes as they are; ignore a lone page byte at the end of the data",
            f"How do I decode kanji? The font has {pages + 1} pages of 256. Page 0 needs no prefix; ${first:02X} is the prefix of page 1{', $%02X that of page 2 and so on' % (first + 1) if pages > 1 else ''}, up to ${first + pages - 1:02X}. The prefix holds for one byte, which may be FF too; otherwise FF stops. Incomplete pairs at the end are to be left out.",
            f"Which tiles of the big font does a line use? List page * 256 + byte for each character. Prefixes ${first:02X} to ${first + pages - 1:02X} (pages 1 to {pages}) apply to the next byte, all else is on page 0, and a $FF that isn't second in a pair closes the line, as does the end of the data.",
        ),
    )


def message_block(rng: random.Random) -> Made:
    end = rng.choice((0x00, 0xFF))
    base = rng.choice((0x8000, 0xC000))
    share = rng.random() < 0.6
    what = rng.choice(("pointers", "block"))
    found = (
        "const auto known = places.find(one);\nif (known != places.end()) {\n  @old\n  continue;\n}\n" if share else ""
    )
    if what == "pointers":
        body = cpp(
            """
            std::vector<uint16_t> pointers;
            @map
            uint16_t next = @base;
            for (const std::string& one : messages) {
              @{found}pointers.push_back(next);
              @note
              next += one.size() + 1;
            }
            return pointers;
            """.replace(
                "@{found}",
                found.replace("\n", "\n              ").replace("@old", "pointers.push_back(known->second);")
                if share
                else "",
            ),
            base=hexadecimal(base),
            map="std::map<std::string, uint16_t> places;" if share else "@none",
            note="places[one] = next;" if share else "@none",
        )
        body = body.replace("@none\n", "\n").replace("\n\n", "\n").replace("  \n", "")
        signature = "std::vector<uint16_t> @f(const std::vector<std::string>& messages)"
    else:
        test = "if (!known.insert(one).second) continue;\n  " if share else ""
        body = f"std::vector<uint8_t> block;\n{'std::set<std::string> known;' if share else ''}\nfor (const std::string& one : messages) {{\n  {test}block.insert(block.end(), one.begin(), one.end());\n  block.push_back({hexadecimal(end)});\n}}\nreturn block;".replace(
            "\n\n", "\n"
        )
        signature = "std::vector<uint8_t> @f(const std::vector<std::string>& messages)"

    def oracle(messages: list[str]) -> list[int]:
        block = b""
        pointers = []
        starts: dict[str, int] = {}
        for one in messages:
            if share and one in starts:
                pointers.append(starts[one])
                continue
            starts[one] = base + len(block)
            pointers.append(base + len(block))
            block += one.encode("latin-1") + bytes([end])
        return pointers if what == "pointers" else list(block)

    def given(r: random.Random) -> list[list[str]]:
        pool = ["Hi", "", "Get 5", "No!", "Hi", "A"]
        return [[r.choice(pool) for _ in range(r.randrange(7))]]

    dedupe = (
        "a message that is equal to an earlier one is not stored again"
        + (" but gets its pointer" if what == "pointers" else "")
        if share
        else "equal messages are stored separately"
    )
    wanted = (
        f"the 16-bit addresses of the messages when they are stored from ${base:04X} on, one behind the other, each with one end byte behind its characters"
        if what == "pointers"
        else f"the bytes of the messages, one behind the other, each followed by the end byte ${end:02X}"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that lays out a message block and returns {wanted}; {dedupe}. A character is one byte.",
            f"messages -> {wanted}; {dedupe}",
            f"How do I insert a script? I need {wanted}. To be exact, {dedupe}. Messages may be empty.",
            f"Build step of my translation: {wanted}; {dedupe}. One byte a character, the order is that of `messages`.",
        ),
    )


def last_lines(rng: random.Random) -> Made:
    newline = rng.choice((0xFE, 0x0A, 0x7E))
    count = rng.choice((2, 3))
    body = cpp(
        """
        int breaks = 0;
        size_t start = text.size();
        while (start > 0) {
          if (text[start - 1] == @newline && ++breaks == @count) break;
          --start;
        }
        return std::vector<uint8_t>(text.begin() + start, text.end());
        """,
        newline=hexadecimal(newline),
        count=count,
    )

    def oracle(text: list[int]) -> list[int]:
        mark = bytes([newline])
        return list(mark.join(bytes(text).split(mark)[-count:]))

    return Made(
        f"std::vector<uint8_t> @f({BYTES} text)",
        body,
        oracle,
        lambda r: [bytes(r.choice((1, 2, 3, newline, newline)) for _ in range(r.randrange(14)))],
        (
            f"Write a function that returns what a scrolling text box of {count} lines shows at the end of a text: its last {count} lines with the breaks (0x{newline:02X}) between them, or all of it if it has no more. A break at the end opens an empty line.",
            f"last {count} lines of text, lines separated by ${newline:02X} (one at the end starts an empty last line)",
            f"The box scrolls up line by line and has {count} of them. When `text` is through, which bytes are visible? ${newline:02X} separates lines, so a final one leaves the bottom line empty. Keep the separators in between.",
            f"How do I cut a text to the tail that fits into {count} lines? Break byte ${newline:02X}; n breaks make n + 1 lines, empty ones included. Return the bytes behind the {count}th break from the end, or everything.",
        ),
    )


def centred_line(rng: random.Random) -> Made:
    width, blank = rng.choice((16, 20, 14, 24)), rng.choice((0x00, 0x20, 0x7F, 0xFF))
    left = rng.random() < 0.5
    long = rng.choice(("cut", "keep"))
    body = cpp(
        """
        @long
        const size_t missing = @width - text.size();
        std::vector<uint8_t> line(@left, @blank);
        line.insert(line.end(), text.begin(), text.end());
        line.resize(@width, @blank);
        return line;
        """,
        long=f"if (text.size() >= {width}) return std::vector<uint8_t>(text.begin(), text.begin() + {width});"
        if long == "cut"
        else f"if (text.size() >= {width}) return text;",
        width=width,
        left="missing / 2" if left else "(missing + 1) / 2",
        blank=hexadecimal(blank),
    )

    def oracle(text: list[int]) -> list[int]:
        if len(text) >= width:
            return text[:width] if long == "cut" else text
        sides = [(width - len(text) + 1) // 2, (width - len(text)) // 2]
        before, behind = sides[::-1] if left else sides
        return [blank] * before + text + [blank] * behind

    def given(r: random.Random) -> list[bytes]:
        return [r.randbytes(r.choice((0, 1, width - 1, width, width + 2, r.randrange(width))))]

    side = "right" if left else "left"
    over = f"a longer text is cut to its first {width}" if long == "cut" else "a longer text is returned as it is"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} text)",
        body,
        oracle,
        given,
        (
            f"Write a function that centres a text in a line of {width} characters: blanks (0x{blank:02X}) on both sides, and the {side} side gets the odd one; {over}.",
            f"centre in {width} columns with ${blank:02X}, extra blank on the {side}; {over}",
            f"How do I centre the credits of my hack? A line has {width} tiles, empty ones are ${blank:02X}. If the blanks can't be shared out evenly there is one more on the {side}; {over}.",
            f"Title screen text, one line of {width}: fill up with ${blank:02X} so that the text stands in the middle (half a place too far {'left' if left else 'right'} if need be); {over}.",
        ),
    )


def tall_font_rows(rng: random.Random) -> Made:
    per = rng.choice((16, 8, 32))
    palette = rng.randrange(8)
    high = rng.random() < 0.5
    attribute = palette << 10 | (0x2000 if high else 0)
    body = cpp(
        """
        std::vector<uint16_t> words;
        for (int half = 0; half < 2; ++half)
          for (uint8_t c : text) words.push_back(@attribute | (base + c / @per * @two + c % @per + half * @per));
        return words;
        """,
        attribute=hexadecimal(attribute),
        per=per,
        two=2 * per,
    )
    if attribute == 0:
        body = body.replace("0x0 | (base", "base").replace("half * " + str(per) + "))", "half * " + str(per) + ")")

    def oracle(text: list[int], base: int) -> list[int]:
        top = [base + 2 * per * (c // per) + c % per for c in text]
        return [attribute + one for one in top] + [attribute + one + per for one in top]

    def given(r: random.Random) -> list[object]:
        return [
            bytes(r.choice((0, per - 1, per, r.randrange(128))) for _ in range(r.randrange(8))),
            r.choice((0, 0x100, 0x40)),
        ]

    prio = "set" if high else "clear"
    return Made(
        f"std::vector<uint16_t> @f({BYTES} text, int base)",
        body,
        oracle,
        given,
        (
            f"Write a function that makes the tilemap words for a text in an 8x16 font: first the upper halves of all characters, then the lower ones. The font starts at tile `base`, {per} characters in a row; the lower halves of a row of characters are the {per} tiles behind their upper halves. Palette {palette} (bits 10-12), priority (bit 13) {prio}, no flips; characters are below 128 and tiles below 1024.",
            f"8x16 text -> two rows of BG words, palette {palette}, priority {prio}; upper tile of c: base + c / {per} * {2 * per} + c % {per}, lower tile {per} further (c < 128, no tile reaches 1024)",
            f"How do I print with a two-tile-high font? Sheet rows have {per} upper halves followed by their {per} lower halves, starting at tile `base`. I need the words of the top line, then of the bottom line: palette {palette}, priority bit {prio}. All tile numbers fit, codes are under 128.",
            f"Menu text is 16 pixels high. Tiles: rows of {per} tops and {per} bottoms in turn, from `base` on. Return tilemap entries for tops, then for bottoms, with palette {palette} and the priority bit {prio} (tile number in bits 0-9, palette in 10-12, priority in 13). c is at most 127.",
        ),
    )


def wrapped_by_pixels(rng: random.Random) -> Made:
    space = rng.choice((0x00, 0x20))
    newline = rng.choice((0xFE, 0x0A))
    width = rng.choice((16, 20, 24))
    blank = rng.choice((2, 3))
    body = cpp(
        """
        int used = 0;
        for (size_t i = 0; i < text.size();) {
          size_t end = i;
          int word = 0;
          while (end < text.size() && text[end] != @space) word += widths[text[end++] % 8];
          if (i > 0 && used + @blank + word > @width) {
            text[i - 1] = @newline;
            used = word;
          } else {
            used += word + (i > 0 ? @blank : 0);
          }
          i = end + 1;
        }
        """,
        space=hexadecimal(space),
        newline=hexadecimal(newline),
        width=width,
        blank=blank,
    )

    def oracle(text: list[int], widths: list[int]) -> None:
        if len(widths) != 8:
            raise ValueError("eight widths")
        words = bytes(text).split(bytes([space]))
        if len(text) and (text[0] == space or text[-1] == space or b"" in words):
            raise ValueError("spaces")
        lines: list[list[bytes]] = []
        room = -1
        for one in words:
            need = sum(widths[c % 8] for c in one)
            if lines and need + blank <= room:
                lines[-1].append(one)
                room -= need + blank
            else:
                lines.append([one])
                room = width - need
        text[:] = list(bytes([newline]).join(bytes([space]).join(one) for one in lines))

    def given(r: random.Random) -> list[object]:
        words = [bytes(r.randrange(0x41, 0x5B) for _ in range(r.randrange(1, 5))) for _ in range(r.randrange(7))]
        return [bytes([space]).join(words), bytes(r.randrange(1, 8) for _ in range(8))]

    return Made(
        f"void @f({BUFFER} text, {BYTES} widths)",
        body,
        oracle,
        given,
        (
            f"Write a function that wraps a text in a proportional font, in place. Words are separated by single 0x{space:02X} bytes (none at the ends), and a character c is widths[c % 8] pixels wide, a space {blank}. Go from word to word: where the next word with the space before it would make the line wider than {width} pixels, that space becomes a line break 0x{newline:02X}. A word that is too wide by itself stays whole.",
            f"greedy pixel wrap, {width} px: turn spaces (${space:02X}, {blank} px) into breaks (${newline:02X}); width of c = widths[c % 8]; single spaces only, none at the ends; long words are not split",
            f"How do I break lines for a VWF? Line width {width} pixels, spaces (${space:02X}) take {blank}, letters widths[c % 8]. Put as many words on a line as fit (exactly {width} is fine) and replace the space between two lines by ${newline:02X}. There's one space between words and none outside; overlong words just stick out.",
            f"Automatic line breaks in my dialogue editor: a space is overwritten with ${newline:02X} when the word behind it no longer fits (used pixels + {blank} + word > {width}). Letter widths come from widths[c % 8]. Text has single ${space:02X} bytes between its words only. An empty text stays empty.",
        ),
    )


RECIPES = (
    table_line,
    boxes_of_message,
    put_in_number,
    put_in_name,
    best_pair,
    use_pair_code,
    missing_characters,
    characters_before,
    glyph_numbers,
    message_block,
    last_lines,
    centred_line,
    tall_font_rows,
    wrapped_by_pixels,
)
