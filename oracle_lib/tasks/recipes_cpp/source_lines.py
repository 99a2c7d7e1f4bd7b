"""Lines of text that a ROM hacker's tools read and write: org and db, symbols, ranges, records, versions, conditions."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


HEX = "0123456789abcdefABCDEF"


def org_address(rng: random.Random) -> Made:
    word = rng.choice(("org", "org", "base"))
    digits = rng.choice((6, 6, 4))
    size = len(word) + 2 + digits
    body = cpp(
        """
        if (line.size() != @size || line.compare(0, @head, "@word $") != 0) return -1;
        int address = 0;
        for (char c : line.substr(@head)) {
          if (!isxdigit(static_cast<unsigned char>(c))) return -1;
          address = address * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return address;
        """,
        size=size,
        head=len(word) + 2,
        word=word,
    )

    def oracle(line: str) -> int:
        start, value = line[: len(word) + 2], line[len(word) + 2 :]
        if start != f"{word} $" or len(value) != digits or not set(value) <= set(HEX):
            return -1
        return int(value, 16)

    def given(r: random.Random) -> list[str]:
        value = f"{r.randrange(16**digits):0{digits}{r.choice('xX')}}"
        return [
            r.choice(
                (
                    f"{word} ${value}",
                    f"{word} ${value}",
                    f"{word} ${value}",
                    f"{word} {value}",
                    f"{word} ${value[1:]}",
                    f"{word} $G{value[1:]}",
                    f" {word} ${value}",
                    "lda #$00",
                    "",
                )
            )
        ]

    return Made(
        "int @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f'Write a function that returns the address of a line of the form "{word} $" and exactly {digits} hexadecimal digits of either case, with nothing before or behind, and -1 for any other line.',
            f'"{word} ${"8" * digits}" -> number ({digits} hex digits, upper or lower case), anything else -1',
            f"How do I spot {word} directives in a patch? The lines I care about are the word {word}, one space, a dollar sign and {digits} hex digits, no more. Give me the number, or -1.",
            f"My patch lister must know where code goes. Recognise '{word} $' plus {digits} hex digits (both cases) as the whole line and return the address; all other lines return -1, also indented ones or those with a comment.",
        ),
    )


def db_line(rng: random.Random) -> Made:
    word = rng.choice(("db", "db", ".byte"))
    bad = rng.choice(("empty", "none"))
    returns = "std::vector<uint8_t>" if bad == "empty" else "std::optional<std::vector<uint8_t>>"
    body = cpp(
        """
        if (line.compare(0, @head, "@word ") != 0) return @bad;
        std::vector<uint8_t> bytes;
        auto digit = [](char c) {
          if (c >= '0' && c <= '9') return c - '0';
          if (c >= 'A' && c <= 'F') return c - 'A' + 10;
          return -1;
        };
        for (size_t i = @head;; i += 4) {
          if (i + 3 > line.size() || line[i] != '$') return @bad;
          const int high = digit(line[i + 1]), low = digit(line[i + 2]);
          if (high < 0 || low < 0) return @bad;
          bytes.push_back(high * 16 + low);
          if (i + 3 == line.size()) return bytes;
          if (line[i + 3] != ',') return @bad;
        }
        """,
        head=len(word) + 1,
        word=word,
        bad="{}" if bad == "empty" else "std::nullopt",
    )

    def oracle(line: str) -> list[int] | None:
        none: list[int] | None = [] if bad == "empty" else None
        if not line.startswith(f"{word} "):
            return none
        parts = line[len(word) + 1 :].split(",")
        if any(len(one) != 3 or one[0] != "$" or not set(one[1:]) <= set("0123456789ABCDEF") for one in parts):
            return none
        return [int(one[1:], 16) for one in parts]

    def given(r: random.Random) -> list[str]:
        line = f"{word} " + ",".join(f"${r.randrange(256):02X}" for _ in range(r.randrange(1, 5)))
        return [
            r.choice(
                (
                    line,
                    line,
                    line,
                    line + ",",
                    line.replace("$", "", 1),
                    line.replace(",", ", "),
                    line[:-1],
                    f"{word} ",
                    "dw $1234",
                    line.lower(),
                )
            )
        ]

    nothing = "an empty vector" if bad == "empty" else "an empty optional"
    return Made(
        f"{returns} @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f'Write a function that reads a data line: "{word} ", then one or more bytes as $ and two upper-case hexadecimal digits, separated by single commas without spaces. Return the bytes, or {nothing} if the line has any other form.',
            f'"{word} $12,$AB" -> bytes; strict (one space, upper-case, no blanks, no trailing comma), else {nothing}',
            f"How do I import tables from assembler source? Only lines like {word} $00,$FF,$1C count, exactly in this form: no other blanks than the one behind {word}, digits 0-9 and A-F. Everything else gives {nothing}.",
            f"Paste box: the user pastes a {word} line and I need its bytes. Format: {word}, a space, $XX with commas between. A line that deviates in any way (lower case too, or no byte at all) is refused with {nothing}.",
        ),
    )


def id_ranges(rng: random.Random) -> Made:
    hexed = rng.random() < 0.5
    base = 16 if hexed else 10
    write = rng.random() < 0.5
    kind = "hexadecimal (upper case, at least two digits)" if hexed else "decimal"
    if write:
        show = (
            'char digits[8];\n    snprintf(digits, sizeof digits, "%02X", n);\n    return std::string(digits);'
            if hexed
            else "return std::to_string(n);"
        )
        body = (
            cpp(
                """
            auto shown = [](int n) {
                @show
            };
            std::string text;
            for (size_t i = 0; i < ids.size();) {
              size_t end = i;
              while (end + 1 < ids.size() && ids[end + 1] == ids[end] + 1) ++end;
              if (!text.empty()) text += ',';
              text += shown(ids[i]);
              if (end > i) text += (end > i + 1 ? '-' : ',') + shown(ids[end]);
              i = end + 1;
            }
            return text;
            """,
                show=show,
            )
            .replace("    char digits", "  char digits")
            .replace("    return std::to_string", "  return std::to_string")
        )
        signature = "std::string @f(const std::vector<int>& ids)"
    else:
        body = cpp(
            """
            std::vector<int> ids;
            size_t at = 0;
            while (at < text.size()) {
              const size_t comma = std::min(text.find(',', at), text.size());
              const std::string part = text.substr(at, comma - at);
              const size_t dash = part.find('-');
              const int first = std::stoi(part, nullptr, @base);
              const int last = dash == std::string::npos ? first : std::stoi(part.substr(dash + 1), nullptr, @base);
              for (int id = first; id <= last; ++id) ids.push_back(id);
              at = comma + 1;
            }
            return ids;
            """,
            base=base,
        )
        signature = "std::vector<int> @f(const std::string& text)"

    def name(n: int) -> str:
        return f"{n:02X}" if hexed else str(n)

    def written(ids: list[int]) -> str:
        groups: list[list[int]] = []
        for one in ids:
            if groups and groups[-1][-1] + 1 == one:
                groups[-1].append(one)
            else:
                groups.append([one])
        return ",".join(f"{name(g[0])}-{name(g[-1])}" if len(g) > 2 else ",".join(map(name, g)) for g in groups)

    def oracle(what: list[int] | str) -> str | list[int]:
        if not isinstance(what, str):
            return written(what)
        out: list[int] = []
        for part in what.split(",") if what else []:
            first, _, last = part.partition("-")
            out += range(int(first, base), int(last or first, base) + 1)
        return out

    def given(r: random.Random) -> list[object]:
        ids = sorted(r.sample(range(40), r.randrange(14)))
        if write:
            return [ids]
        return [
            r.choice(
                (
                    written(ids),
                    ",".join(
                        r.choice((name(a), f"{name(a)}-{name(a + r.randrange(4))}"))
                        for a in r.sample(range(60), r.randrange(4))
                    ),
                )
            )
        ]

    if write:
        asks = (
            f"Write a function that shows a list of ids (ascending, each once, below 256) as text, such as {name(1)},{name(2)},{name(16)}-{name(19)}: {kind} numbers separated by commas; three or more that follow each other without a gap are written as first-last. An empty list gives an empty text.",
            f"ids -> ranges as text, {kind}: runs of 3+ consecutive as a-b, else single, comma-separated; input sorted and unique",
            f"How do I print which rooms are used without a long list? Sorted distinct numbers come in (up to 255); {kind} text comes out, where runs of at least three become {name(32)}-{name(40)} and everything else stands alone, with commas and no spaces.",
            f'Status line: compact the sorted ids. Consecutive ones are joined by a minus sign, but two neighbours alone stay "a,b". Numbers are {kind}; nothing for an empty list.',
        )
    else:
        asks = (
            f"Write a function that expands a text such as {name(1)},{name(16)}-{name(19)} into the list of ids: {'hexadecimal' if hexed else 'decimal'} numbers or ranges first-last (both ends included, first not above last), separated by commas, in the order of the text. The text is well-formed; an empty one gives an empty list.",
            f'"{name(1)},{name(3)}-{name(5)}" -> ids ({"hex" if hexed else "decimal"}; ranges inclusive; keep the order)',
            f"How do I read a room selection that users type? Commas between parts, each a {'hex' if hexed else 'decimal'} number or two with a minus sign for all from one to the other. No spaces, no errors; keep duplicates and order.",
            f"Command line option of my exporter: ids as single numbers or a-b, {'in hexadecimal, ' if hexed else ''}separated by commas. List all ids in that order; a-b means a up to and including b.",
        )
    return Made(signature, body, oracle, given, asks)


def symbol_line(rng: random.Random) -> Made:
    struct = Struct("Symbol", (("u32", "address"), ("str", "name")))
    skip_local = rng.random() < 0.5
    local = "line[8] == '.' || " if skip_local else ""
    body = cpp(
        """
        if (line.size() < 9 || line[2] != ':' || line[7] != ' ') return std::nullopt;
        uint32_t address = 0;
        for (int i = 0; i < 7; ++i) {
          if (i == 2) continue;
          const char c = line[i];
          if (c >= '0' && c <= '9') address = address << 4 | static_cast<uint32_t>(c - '0');
          else if (c >= 'a' && c <= 'f') address = address << 4 | static_cast<uint32_t>(c - 'a' + 10);
          else return std::nullopt;
        }
        if (@{local}line.find(' ', 8) != std::string::npos) return std::nullopt;
        return Symbol{address, line.substr(8)};
        """.replace("@{local}", local)
    )

    def oracle(line: str) -> Record | None:
        place, _, name = line.partition(" ")
        bank, colon, low = place.partition(":")
        if len(bank) != 2 or len(low) != 4 or not colon or not set(bank + low) <= set("0123456789abcdef"):
            return None
        if not name or " " in name or (skip_local and name[0] == "."):
            return None
        return Record(("address", "name"), (int(bank + low, 16), name))

    def given(r: random.Random) -> list[str]:
        place = f"{r.choice((0, 0x7E, 0x82, r.randrange(256))):02x}:{r.randrange(0x10000):04x}"
        name = r.choice(("Main", "Link_Init", ".loop", "x", "Room.loop"))
        return [
            r.choice(
                (
                    f"{place} {name}",
                    f"{place} {name}",
                    f"{place} {name}",
                    f"{place}",
                    f"{place} a b",
                    "[labels]",
                    "; comment here",
                    place.upper() + " A",
                    place.replace(":", "") + " Name",
                    f"{place} ",
                )
            )
        ]

    rule = "; a name that begins with a dot is local and left out (no result)" if skip_local else ""
    return Made(
        "std::optional<Symbol> @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f"Write a function that parses a line of a symbol file: two lower-case hexadecimal digits of the bank, a colon, four of the address, one space, and a name of at least one character without spaces{rule}. Return the 24-bit address and the name; anything else gives an empty optional.",
            f'"7e:0010 Link_X" -> address $7E0010 and name; strict (bb:aaaa, lower-case hex, one space, name without spaces){rule}; nullopt otherwise',
            f"How do I load a .sym file for my debugger? The useful lines look like 00:8000 Reset: bank, colon, address (lower-case hex), a space, the label{rule}. Section heads, comments and anything with further spaces or another form have no result.",
            f"Label import, line by line: bb:aaaa and a label, one space between{rule}. Only 0-9 and a-f are digits. For a line that isn't exactly so return nothing.",
        ),
        (struct,),
    )


def intel_record(rng: random.Random) -> Made:
    wanted = rng.choice(("valid", "build"))
    if wanted == "valid":
        body = cpp(
            """
            if (record.size() < 5 || record.size() != record[0] + 5u) return false;
            uint8_t sum = 0;
            for (uint8_t one : record) sum += one;
            return sum == 0;
            """
        )
        signature = f"bool @f({BYTES} record)"
    else:
        body = cpp(
            """
            std::vector<uint8_t> record{static_cast<uint8_t>(data.size()), static_cast<uint8_t>(address >> 8), static_cast<uint8_t>(address), 0};
            record.insert(record.end(), data.begin(), data.end());
            uint8_t sum = 0;
            for (uint8_t one : record) sum += one;
            record.push_back(-sum);
            std::string text = ":";
            for (uint8_t one : record) {
              char hex[4];
              snprintf(hex, sizeof hex, "%02X", one);
              text += hex;
            }
            return text;
            """
        )
        signature = f"std::string @f(uint16_t address, {BYTES} data)"

    def oracle(*what: object) -> bool | str:
        if wanted == "valid":
            raw = bytes(what[0])  # type: ignore[call-overload]
            return bool(len(raw) > 4 and len(raw[4:-1]) == raw[0] and sum(raw) % 256 == 0)
        head, data = int(str(what[0])), bytes(what[1])  # type: ignore[call-overload]
        if head < 0 or len(data) > 255:
            raise ValueError("size")
        raw = bytes([len(data), *head.to_bytes(2, "big"), 0]) + data
        shown: str = (raw + bytes([-sum(raw) % 256])).hex().upper()
        return f":{shown}"

    def given(r: random.Random) -> list[object]:
        data, address = r.randbytes(r.randrange(5)), r.randrange(65536)
        if wanted == "build":
            return [address, data]
        raw = bytes([len(data), *address.to_bytes(2, "big"), 0]) + data
        raw += bytes([-sum(raw) % 256])
        return [
            r.choice(
                (
                    raw,
                    raw,
                    raw,
                    raw[:-1],
                    raw[:-1] + bytes([raw[-1] ^ 1]),
                    bytes([raw[0] ^ 1]) + raw[1:-1] + bytes([raw[-1] - 1 & 255]),
                    b"",
                )
            )
        ]

    form = "the number n of data bytes, the address (high byte first), the type, the n data bytes, and a check byte that makes all bytes add up to 0 modulo 256"
    if wanted == "valid":
        asks = (
            f"Write a function that checks a decoded Intel HEX record: {form}. Tell whether the size is exactly right and the sum as well.",
            f"Intel HEX record ok? [{form}]; exact size and byte sum 0 mod 256",
            f"How do I verify the lines of a flash file after turning their digits into bytes? A record is {form}. True only if nothing is missing or left over and the sum fits; address and type may be anything.",
            f"Before my flasher takes a record it must be sound. It is made of {form}. Wrong length (also fewer than 5 bytes) or wrong sum: false.",
        )
    else:
        asks = (
            f"Write a function that returns an Intel HEX data record as text: a colon and, as two upper-case hexadecimal digits each, {form}. The type is 0; there are at most 255 data bytes. No line end.",
            'Intel HEX data record (type 00) for `data` at `address`: ":LLAAAATT....CC", upper case, no newline',
            f'How do I export bytes to a .hex file? One record, please: ":" followed by hex digits (upper case) of {form}. Type 0, no line break, 255 bytes at most.',
            f"My EPROM burner wants lines that start with a colon. Behind it, in upper-case hex: {form}. The type byte is 00. Return the line without an end of line.",
        )
    return Made(signature, body, oracle, given, asks)


def newer_version(rng: random.Random) -> Made:
    mark = rng.choice((".", ".", "-"))
    result = rng.choice(("compare", "newest"))
    parse = cpp(
        """
        auto parts = [](const std::string& text) {
          std::vector<int> numbers{0};
          for (char c : text) {
            if (c == '@mark') numbers.push_back(0);
            else numbers.back() = numbers.back() * 10 + (c - '0');
          }
          while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
          return numbers;
        };
        """,
        mark=mark,
    )
    if result == "compare":
        body = (
            parse + "\nconst auto left = parts(a), right = parts(b);\nreturn left < right ? -1 : left > right ? 1 : 0;"
        )
        signature = "int @f(const std::string& a, const std::string& b)"
    else:
        body = (
            parse
            + "\nint best = -1;\nfor (size_t i = 0; i < versions.size(); ++i)\n  if (best < 0 || parts(versions[i]) > parts(versions[best])) best = i;\nreturn best;"
        )
        signature = "int @f(const std::vector<std::string>& versions)"

    def key(text: str) -> tuple[int, ...]:
        numbers = [int(one) for one in text.split(mark)]
        return tuple(numbers + [0] * (6 - len(numbers)))

    def oracle(*what: object) -> int:
        if result == "compare":
            left, right = (key(str(one)) for one in what)
            return (left > right) - (left < right)
        keys = [key(str(one)) for one in what[0]]  # type: ignore[attr-defined]
        return keys.index(max(keys)) if keys else -1

    def given(r: random.Random) -> list[object]:
        pool = ["1.9", "1.10", "1.9.0", "2", "1", "1.0.1", "0.12", "1.10.3", "10.1"]
        pool = [one.replace(".", mark) for one in pool]
        return (
            [r.choice(pool), r.choice(pool)]
            if result == "compare"
            else [[r.choice(pool) for _ in range(r.randrange(6))]]
        )

    rule = f"numbers separated by '{mark}', compared one after the other as numbers (so 1{mark}10 is above 1{mark}9); missing ones count as 0 (1{mark}9 equals 1{mark}9{mark}0)"
    goal = (
        "-1 if `a` is older than `b`, 0 if they are the same version, 1 if it is newer"
        if result == "compare"
        else "the index of the newest one (the first of several equal), -1 for an empty list"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that compares versions of a hack and returns {goal}. A version is {rule}.",
            f"versions ({rule}) -> {goal}",
            f"How do I find out which release is newer? Versions are {rule}. I need {goal}. They are all well-formed.",
            f"Update check of my launcher: return {goal}. Text comparison is wrong, since a version is {rule}.",
        ),
    )


def open_conditions(rng: random.Random) -> Made:
    start, end = rng.choice((("if", "endif"), ("macro", "endmacro"), ("pushpc", "pullpc")))
    deep = rng.random() < 0.5
    if deep:
        body = f'int depth = 0, most = 0;\nfor (const std::string& line : lines) {{\n  if (line == "{start}") most = std::max(most, ++depth);\n  else if (line == "{end}" && --depth < 0) return -1;\n}}\nreturn depth == 0 ? most : -1;'
    else:
        body = f'std::vector<int> open;\nfor (size_t i = 0; i < lines.size(); ++i) {{\n  if (lines[i] == "{start}") {{\n    open.push_back(i);\n  }} else if (lines[i] == "{end}") {{\n    if (open.empty()) return i;\n    open.pop_back();\n  }}\n}}\nreturn open.empty() ? -1 : open.back();'

    def oracle(lines: list[str]) -> int:
        left = [(i, one) for i, one in enumerate(lines) if one in (start, end)]
        most, levels = 0, [0]
        for _, one in left:
            levels.append(levels[-1] + (1 if one == start else -1))
        most = max(levels)
        if deep:
            return most if min(levels) == 0 and levels[-1] == 0 else -1
        # take away matching neighbours until none is left
        rest: list[tuple[int, str]] = []
        for place in left:
            if rest and rest[-1][1] == start and place[1] == end:
                rest.pop()
            else:
                rest.append(place)
        closers = [i for i, word in rest if word == end]
        return closers[0] if closers else rest[-1][0] if rest else -1

    def given(r: random.Random) -> list[list[str]]:
        lines: list[str] = []
        depth = 0
        for _ in range(r.randrange(8)):
            one = r.choice((start, end, "nop"))
            if one == end and depth == 0 and r.random() < 0.85:
                one = start
            depth += (one == start) - (one == end)
            lines.append(one)
        return [lines + ([end] * max(depth, 0) if r.random() < 0.7 else [])]

    goal = (
        "how deep they are nested at most (0 without any), or -1 if they don't match"
        if deep
        else f"the index of the first {end} that closes nothing; if there is none, that of the last {start} that stays open; -1 if all is in order"
    )
    return Made(
        "int @f(const std::vector<std::string>& lines)",
        body,
        oracle,
        given,
        (
            f'Write a function that checks the nesting of "{start}" and "{end}" in a source, where a line is exactly one of these words or anything else, and returns {goal}. Every {end} closes the latest {start} that is still open.',
            f"{start}/{end} nesting (lines equal to these words, others ignored): {goal}",
            f"Where did I forget an {end}? Lines have been trimmed already; those that are exactly {start} open and those that are exactly {end} close the innermost open one. I'd like {goal}.",
            f'Assembler front end: return {goal}. Only whole lines "{start}" and "{end}" matter, and they have to pair up like brackets.',
        ),
    )


def script_to_bytes(rng: random.Random) -> Made:
    names = rng.sample(
        (("wait", 1), ("color", 1), ("name", 0), ("page", 0), ("speed", 1), ("sound", 1), ("choose", 0)), 3
    )
    if not {0, 1} <= {size for _, size in names}:
        names = [("wait", 1), ("name", 0), ("color", 1)]
    first = rng.choice((0xF0, 0x6A, 0xE0))
    tests = "\n".join(
        f'{"if" if i == 0 else "else if"} (word == "{name}") code = {first + i}, arguments = {size};'
        for i, (name, size) in enumerate(names)
    )
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t i = 0; i < text.size(); ++i) {
          if (text[i] != '[') {
            out.push_back(text[i]);
            continue;
          }
          const size_t end = text.find(']', i);
          if (end == std::string::npos) return {};
          const std::string inside = text.substr(i + 1, end - i - 1);
          const std::string word = inside.substr(0, inside.find(' '));
          int code = -1, arguments = 0;
          @tests
          if (code < 0) return {};
          out.push_back(code);
          if (arguments) out.push_back(std::stoi(inside.substr(word.size() + 1)));
          i = end;
        }
        return out;
        """,
        tests=tests.replace("\n", "\n  "),
    )

    def oracle(text: str) -> list[int]:
        known = {name: (first + i, size) for i, (name, size) in enumerate(names)}
        out: list[int] = []
        rest = text
        while rest:
            before, bracket, rest = rest.partition("[")
            out += before.encode("ascii")
            if not bracket:
                break
            inside, closed, rest = rest.partition("]")
            word, _, number = inside.partition(" ")
            if not closed or word not in known:
                return []
            code, size = known[word]
            if size != bool(number):
                raise ValueError("arguments")
            out += [code, int(number)] if size else [code]
        return out

    def given(r: random.Random) -> list[str]:
        parts = []
        for _ in range(r.randrange(6)):
            name, size = r.choice(names)
            parts.append(
                r.choice(
                    (
                        "Hi",
                        "A b",
                        f"[{name} {r.randrange(256)}]" if size else f"[{name}]",
                        f"[{name} {r.randrange(256)}]" if size else f"[{name}]",
                        "[zap]" if r.random() < 0.2 else "!",
                        "[" if r.random() < 0.1 else "?",
                    )
                )
            )
        return ["".join(parts)]

    listed = ", ".join(f"[{name}{' n' * size}] {first + i:02X}{' n' * size}" for i, (name, size) in enumerate(names))
    return Made(
        "std::vector<uint8_t> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"Write a function that compiles a script line to bytes. Commands in square brackets become codes (hexadecimal): {listed}, where n is a decimal number from 0 to 255 behind one space, stored as a byte. All other characters become their ASCII codes. If a command has an unknown name or no closing bracket, return an empty vector. Numbers are there where they belong.",
            f"text with [commands] -> bytes: {listed} (codes in hex, n decimal 0-255); other chars ASCII; unknown name or missing ']' -> empty",
            f"How do I insert dialogue with commands like [{names[0][0]}{' 30' * names[0][1]}]? The list: {listed} (first byte hexadecimal; n is written in decimal and takes one byte). Text is plain ASCII and copied. One mistake, be it an unknown word in brackets or a bracket that isn't closed, and I want no bytes at all.",
            f"Script compiler for my hack: characters as ASCII, except for bracketed commands, which give {listed}; n comes as decimal digits after a space. Unknown command, or '[' without a later ']': empty result. Arguments are never wrong.",
        ),
    )


RECIPES = (
    org_address,
    db_line,
    id_ranges,
    symbol_line,
    intel_record,
    newer_version,
    open_conditions,
    script_to_bytes,
)
