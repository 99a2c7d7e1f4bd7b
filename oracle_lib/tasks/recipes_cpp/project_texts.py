"""Texts of a project: ini sections and keys, paths without files, names, comma lists, hex dumps, small sums, templates."""

import posixpath
import random
import re

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "text"
TEXT = "const std::string&"
TEXTS = "const std::vector<std::string>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def ini_lookup(rng: random.Random) -> Made:
    comment = rng.choice((";", "#"))
    pick = rng.choice(("first", "last"))
    default = rng.choice(("", "?"))
    body = cpp(
        """
        std::string current, found = "@default";
        for (const std::string& line : lines) {
          if (line.empty() || line[0] == '@comment') continue;
          if (line[0] == '[') {
            current = line.substr(1, line.find(']') - 1);
          } else if (current == section && line.compare(0, key.size() + 1, key + "=") == 0) {
            @take
          }
        }
        return found;
        """,
        default=default,
        comment=comment,
        take="return line.substr(key.size() + 1);" if pick == "first" else "found = line.substr(key.size() + 1);",
    )

    def oracle(lines: list[str], section: str, key: str) -> str:
        values: dict[tuple[str, str], list[str]] = {}
        head = ""
        for line in lines:
            if line.startswith("["):
                head = line[1:-1]
            elif line and not line.startswith(comment):
                name, _, value = line.partition("=")
                values.setdefault((head, name), []).append(value)
        return values.get((section, key), [default])[0 if pick == "first" else -1]

    def given(r: random.Random) -> list[object]:
        lines = [
            r.choice(
                (
                    "[rom]",
                    "[rom]",
                    "[view]",
                    f"{comment}size=1",
                    *(f"{k}={r.randrange(30)}" for k in ("size", "zoom", "size", "zoom", "sizes")),
                )
            )
            for _ in range(r.randrange(5, 16))
        ]
        return [lines, r.choice(("rom", "view", "rom", "")), r.choice(("size", "zoom", "size"))]

    return Made(
        f"std::string @f({TEXTS} lines, {TEXT} section, {TEXT} key)",
        body,
        oracle,
        given,
        (
            f'Write a function that looks up a setting in the lines of a project file: the value of `key` in the given section, "{default}" if it isn\'t there. "[name]" starts a section (before the first one the section is the empty name), "key=value" is a setting without spaces around, lines starting with \'{comment}\' and empty ones are skipped. A section may occur several times; if the key does, the {pick} one counts.',
            f'ini: value of key in [section], {pick} wins, default "{default}"; "{comment}" comments; before any header the section is ""',
            f'Reading my editor\'s project settings: lines like [rom] and size=4, comments begin with {comment}. Keys match exactly, everything behind the first = is the value. Duplicates: the {pick} one. Missing: "{default}". Lines before a header belong to section "".',
            f'How do I get a value out of an ini file already split into lines? No trimming needed; sections can be reopened; {pick} match; return "{default}" for none. Comment lines start with "{comment}".',
        ),
    )


def ini_store(rng: random.Random) -> Made:
    body = cpp(
        """
        bool inside = false;
        size_t place = lines.size();
        bool known = false;
        for (size_t i = 0; i < lines.size(); ++i) {
          if (!lines[i].empty() && lines[i][0] == '[') {
            inside = !known && lines[i] == "[" + section + "]";
            known = known || inside;
            if (inside) place = i + 1;
          } else if (inside) {
            if (lines[i].compare(0, key.size() + 1, key + "=") == 0) {
              lines[i] = key + "=" + value;
              return;
            }
            if (!lines[i].empty()) place = i + 1;
          }
        }
        if (!known) lines.push_back("[" + section + "]");
        lines.insert(known ? lines.begin() + place : lines.end(), key + "=" + value);
        """
    )

    def oracle(lines: list[str], section: str, key: str, value: str) -> None:
        head = f"[{section}]"
        if head not in lines:
            lines += [head, f"{key}={value}"]
            return
        start = lines.index(head) + 1
        end = next((i for i in range(start, len(lines)) if lines[i][:1] == "["), len(lines))
        part = lines[start:end]
        hits = [i for i, one in enumerate(part) if one.partition("=")[:2] == (key, "=")]
        if hits:
            part[hits[0]] = f"{key}={value}"
        else:
            full = [i + 1 for i, one in enumerate(part) if one]
            part.insert(max(full, default=0), f"{key}={value}")
        lines[start:end] = part

    def given(r: random.Random) -> list[object]:
        lines = [
            r.choice(("[rom]", "[view]", "", *(f"{k}={r.randrange(30)}" for k in ("size", "zoom", "sizes"))))
            for _ in range(r.randrange(8))
        ]
        return [lines, r.choice(("rom", "view")), r.choice(("size", "zoom")), str(r.randrange(30, 99))]

    return Made(
        f"void @f(std::vector<std::string>& lines, {TEXT} section, {TEXT} key, {TEXT} value)",
        body,
        oracle,
        given,
        (
            'Write a function that stores a setting in the lines of a project file ("[section]" lines, "key=value" lines, empty lines). In the first section of that name the first line of the key is replaced; if there is none, a new line goes behind the last line of that section that isn\'t empty (behind its header if all are). Without such a section, it is appended to the file, header and setting.',
            'ini set: replace first key= in the first [section], else insert after the section\'s last non-empty line, else append "[section]" and "key=value"',
            "Save a preference without disturbing the rest of the ini file: only the first [section] is considered (it ends at the next line that starts with '['). Key present: overwrite the first such line. Not present: add it at the end of the section but before trailing blank lines. No section: append header and line at the end.",
            "How do I update or insert key=value in an ini given as lines? Matching is exact, there are no spaces around '='. New keys are put after the last non-blank line of the (first) section; a missing section is created at the end, with no blank line in front.",
        ),
    )


def plain_path(rng: random.Random) -> Made:
    wanted = rng.choice(("normal", "relative", "join"))
    if wanted == "normal":
        signature = f"std::string @f({TEXT} path)"
        body = cpp(
            """
            std::vector<std::string> parts;
            std::istringstream stream(path);
            for (std::string part; std::getline(stream, part, '/');) {
              if (part.empty() || part == ".") continue;
              if (part == ".." && !parts.empty() && parts.back() != "..") parts.pop_back();
              else parts.push_back(part);
            }
            std::string out;
            for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
            return out.empty() ? "." : out;
            """
        )
    elif wanted == "relative":
        signature = f"std::string @f({TEXT} file, {TEXT} folder)"
        body = cpp(
            """
            auto split = [](const std::string& path) {
              std::vector<std::string> parts;
              std::istringstream stream(path);
              for (std::string part; std::getline(stream, part, '/');) parts.push_back(part);
              return parts;
            };
            auto to = split(file), from = split(folder);
            size_t same = 0;
            while (same < from.size() && same + 1 < to.size() && to[same] == from[same]) ++same;
            std::string out;
            for (size_t i = same; i < from.size(); ++i) out += "../";
            for (size_t i = same; i < to.size(); ++i) out += (i > same ? "/" : "") + to[i];
            return out;
            """
        )
    else:
        signature = f"std::string @f({TEXT} folder, {TEXT} path)"
        body = "if (path.empty()) return folder;\nif (folder.empty() || path[0] == '/') return path;\nreturn folder.back() == '/' ? folder + path : folder + \"/\" + path;"

    def oracle(first: str, second: str = "") -> str:
        if wanted == "normal":
            if first.startswith("/"):
                raise ValueError("absolute")
            return posixpath.normpath(first)
        if wanted == "relative":
            return posixpath.relpath("/r/" + first, "/r/" + second)
        return posixpath.join(first, second) if second else first

    def given(r: random.Random) -> list[str]:
        names = ("gfx", "maps", "a", "b")
        if wanted == "normal":
            return [
                "/".join(r.choice((*names, "..", ".", "..", "a")) for _ in range(r.randrange(1, 6)))
                + r.choice(("", "", "/"))
            ]
        if wanted == "relative":
            return [
                "/".join([*(r.choice(("a", "b")) for _ in range(r.randrange(4))), "x.bin"]),
                "/".join(r.choice(("a", "b")) for _ in range(r.randrange(4))),
            ]
        return [r.choice(("", "gfx", "gfx/", "/rom", "a/b")), r.choice(("", "x.bin", "/x.bin", "sub/x", "maps/"))]

    goal, rule = {
        "normal": (
            "the path in its shortest form",
            'A "." part and a doubled or final slash vanish, ".." removes the part before it (leading ".." stay), and nothing left gives ".". The path is relative and not empty.',
        ),
        "relative": (
            "the path of `file` as seen from `folder`",
            'Both are relative to the project, with "/" between the parts, without "." and ".."; the folder may be empty (the project itself). Each folder to leave is a "../".',
        ),
        "join": (
            "`path` as meant inside `folder`",
            "An empty path gives the folder itself; a path that starts with '/' is returned as it is, so is every path if the folder is empty; otherwise exactly one '/' stands between them, unless the folder ends in one already. Nothing else changes.",
        ),
    }[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that works on texts alone, without file access, and returns {goal}. {rule}",
            f"pure string path function: {goal}. {rule}",
            f"My project file stores paths with forward slashes. I need {goal}; std::filesystem isn't available on my target. {rule}",
            f"How do I get {goal} by hand? {rule}",
        ),
    )


def other_extension(rng: random.Random) -> Made:
    wanted = rng.choice(("replace", "kind", "numbered"))
    if wanted == "replace":
        signature = f"std::string @f({TEXT} name, {TEXT} extension)"
        body = "size_t slash = name.rfind('/'), dot = name.rfind('.');\nsize_t start = slash == std::string::npos ? 0 : slash + 1;\nif (dot == std::string::npos || dot <= start) return name + \".\" + extension;\nreturn name.substr(0, dot + 1) + extension;"
    elif wanted == "kind":
        kinds = rng.choice((("sfc", "smc"), ("bin", "4bpp", "2bpp")))
        listed = ", ".join(f'"{one}"' for one in kinds)
        signature = f"bool @f({TEXT} name)"
        body = f"size_t dot = name.rfind('.');\nif (dot == std::string::npos) return false;\nstd::string end = name.substr(dot + 1);\nstd::transform(end.begin(), end.end(), end.begin(), ::tolower);\nfor (const char* known : {{{listed}}})\n  if (end == known) return true;\nreturn false;"
    else:
        signature = f"std::string @f({TEXT} name, {TEXTS} taken)"
        body = "size_t dot = name.rfind('.');\nif (dot == std::string::npos) dot = name.size();\nstd::string free = name;\nfor (int n = 2; std::find(taken.begin(), taken.end(), free) != taken.end(); ++n)\n  free = name.substr(0, dot) + \"-\" + std::to_string(n) + name.substr(dot);\nreturn free;"

    def oracle(name: str, other: object = None) -> object:
        if wanted == "replace":
            return (
                posixpath.splitext(name)[0] + f".{other}"
                if not re.search(r"(^|/)\.\.", name)
                else name[: name.rindex(".")] + f".{other}"
            )
        if wanted == "kind":
            return any(name.casefold().endswith("." + one) for one in kinds)
        if not isinstance(other, list):
            raise TypeError("no list")
        stem, dot, end = name.rpartition(".") if "." in name else (name, "", "")
        names = [name, *(f"{stem}-{n}{dot}{end}" for n in range(2, len(other) + 3))]
        return next(one for one in names if one not in other)

    def given(r: random.Random) -> list[object]:
        stem = r.choice(("zelda", "my.hack", "a"))
        if wanted == "replace":
            return [
                r.choice(("", "roms/", "v1.2/")) + r.choice((stem, stem + ".sfc", stem + ".smc", ".hidden", "x.")),
                r.choice(("bps", "srm")),
            ]
        if wanted == "kind":
            return [
                r.choice(
                    (
                        stem,
                        stem
                        + "."
                        + r.choice(("SFC", "sfc", "Smc", "smc", "bin", "BIN", "4BPP", "2bpp", "txt", "sfcx", "")),
                        stem + "." + r.choice(kinds).upper(),
                        "sfc",
                    )
                )
            ]
        taken = [f"{stem}{n}.sfc" for n in ("", "-2", "-3", "-4")]
        name = r.choice((stem + ".sfc", stem + ".sfc", "readme"))
        return [name, r.choice((taken[: r.randrange(5)], r.sample(taken, 2), ["readme", "readme-2"]))]

    goal, rule = {
        "replace": (
            "the file name with another extension (given without dot)",
            "The old one is all from the last '.' of the last part of the path on; a name without a dot, or with its only dot at the very start, just gets it appended.",
        ),
        "kind": (
            "whether a file name has one of the extensions " + (" / ".join(kinds) if wanted == "kind" else ""),
            "Case doesn't matter, and the extension is what follows the last dot; without a dot there is none.",
        ),
        "numbered": (
            "a name that is not taken",
            'If `name` is in the list, "-2", "-3" ... is put before its extension (which starts at the last dot; at the end without a dot), the smallest number that is free; names compare exactly.',
        ),
    }[wanted]
    if wanted == "replace":
        rule += " Slashes separate folders."
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}. {rule}",
            f"string only: {goal}. {rule}",
            f"For the file dialog of my editor I need {goal}. {rule}",
            f"How do I find {goal} without touching the disk? {rule}",
        ),
    )


def natural_order(rng: random.Random) -> Made:
    body = cpp(
        """
        auto before = [](const std::string& a, const std::string& b) {
          size_t i = 0, j = 0;
          while (i < a.size() && j < b.size()) {
            if (isdigit(a[i]) && isdigit(b[j])) {
              int x = 0, y = 0;
              while (i < a.size() && isdigit(a[i])) x = x * 10 + (a[i++] - '0');
              while (j < b.size() && isdigit(b[j])) y = y * 10 + (b[j++] - '0');
              if (x != y) return x < y;
            } else {
              if (a[i] != b[j]) return a[i] < b[j];
              ++i;
              ++j;
            }
          }
          return a.size() - i < b.size() - j;
        };
        std::stable_sort(names.begin(), names.end(), before);
        return names;
        """
    )
    body = body.replace("return a.size() - i < b.size() - j;", "return i == a.size() && j < b.size();")

    def oracle(names: list[str]) -> list[str]:
        def key(name: str) -> list[int]:
            parts = re.findall(r"\d+|\D", name)
            return [x for one in parts for x in ((ord("0"), int(one)) if one.isdigit() else (ord(one), 0))]

        return sorted(names, key=key)

    return Made(
        "std::vector<std::string> @f(std::vector<std::string> names)",
        body,
        oracle,
        lambda r: [
            [
                r.choice(("room", "map", "room ", ""))
                + str(r.choice((1, 2, 9, 10, 11, 100, "01")))
                + r.choice(("", "", "a", "b2", "b10"))
                for _ in range(r.randrange(7))
            ]
        ],
        (
            "Write a function that sorts names in natural order, so that room2 comes before room10: runs of digits are compared by their number (below a billion, leading zeros don't matter), all else character by character; a name that ends where the other goes on comes first. A digit against another character compares by character code. Names that are equal then keep their order.",
            'natural sort, stable: digit runs as numbers ("01" equals "1"), other chars by code, prefix first',
            "The file list shows map10 before map2. Sort it the human way: compare numbers inside the names as numbers. Otherwise plain ASCII order; shorter first if one is the beginning of the other; ties (like a1 and a01) stay as they were.",
            "How do I sort labels with numbers in them naturally? Where both have digits take the whole runs as integers, else compare single characters; stable; the rest of the name decides if numbers are equal.",
        ),
    )


def wildcard_match(rng: random.Random) -> Made:
    fold = rng.random() < 0.5
    low = "tolower(text[i]) == tolower(pattern[p])" if fold else "text[i] == pattern[p]"
    body = cpp(
        """
        size_t i = 0, p = 0, star = std::string::npos, mark = 0;
        while (i < text.size()) {
          if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = i;
          } else if (p < pattern.size() && (pattern[p] == '?' || @low)) {
            ++i;
            ++p;
          } else if (star != std::string::npos) {
            p = star + 1;
            i = ++mark;
          } else {
            return false;
          }
        }
        while (p < pattern.size() && pattern[p] == '*') ++p;
        return p == pattern.size();
        """,
        low=low,
    )

    def oracle(text: str, pattern: str) -> bool:
        parts = [{"*": ".*", "?": "."}.get(one, re.escape(one)) for one in pattern]
        return re.fullmatch("".join(parts), text, re.DOTALL | (re.IGNORECASE if fold else 0)) is not None

    def given(r: random.Random) -> list[str]:
        text = "".join(r.choices("abAB_", k=r.randrange(7)))
        pattern = "".join(
            one if (x := r.random()) < 0.55 else "?" if x < 0.7 else "*" if x < 0.9 else "" for one in text
        ) + r.choice(("", "*", "", "a"))
        return [text, pattern.swapcase() if r.random() < 0.3 else pattern]

    case = "Upper and lower case count as the same" if fold else "Case matters"
    return Made(
        f"bool @f({TEXT} text, {TEXT} pattern)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells whether a label matches a pattern as a whole, where '*' stands for any characters (or none) and '?' for exactly one. {case}.",
            f"glob: * and ?, whole string; {case[0].lower() + case[1:]}",
            f"The symbol filter takes things like Sprite_*_Main. {case}; ? is one arbitrary character, * any number of them; the pattern must cover the full name.",
            f"How do I match wildcards without std::regex? Two special characters: '*' (zero or more of anything), '?' (one of anything). {case}, and the match isn't partial.",
        ),
    )


def comma_fields(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    sep = rng.choice((",", ";"))
    if back:
        body = cpp(
            """
            std::string line;
            for (size_t i = 0; i < cells.size(); ++i) {
              if (i > 0) line += '@sep';
              if (cells[i].find_first_of("@sep\\"") == std::string::npos) {
                line += cells[i];
                continue;
              }
              line += '"';
              for (char c : cells[i]) line += c == '"' ? std::string("\\"\\"") : std::string(1, c);
              line += '"';
            }
            return line;
            """,
            sep=sep,
        )

        def join(cells: list[str]) -> str:
            return sep.join('"' + one.replace('"', '""') + '"' if sep in one or '"' in one else one for one in cells)

        return Made(
            f"std::string @f({TEXTS} cells)",
            body,
            join,
            lambda r: [
                ["".join(r.choices(("a", "b", sep, '"', " "), k=r.randrange(5))) for _ in range(r.randrange(5))]
            ],
            (
                f"Write a function that makes a line of a CSV file with '{sep}' between the cells. A cell that contains '{sep}' or a double quote is put in double quotes, and quotes inside it are doubled; others are written as they are. No cell gives an empty line.",
                f"cells -> CSV line, separator '{sep}', quote a cell only if it has '{sep}' or '\"', doubling inner quotes",
                f"Exporting item names to a spreadsheet: join with '{sep}'; where a name includes that or a quotation mark, wrap it in quotation marks and write each inner one twice. There are no line breaks.",
                f"How do I escape CSV correctly? Separator '{sep}'. Quote only when needed (separator or double quote in the cell). Return the line without a line end.",
            ),
        )
    body = cpp(
        """
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (size_t i = 0; i < line.size(); ++i) {
          if (line[i] == '"') {
            if (quoted && i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[i++];
            else quoted = !quoted;
          } else if (line[i] == '@sep' && !quoted) {
            cells.emplace_back();
          } else {
            cells.back() += line[i];
          }
        }
        return cells;
        """,
        sep=sep,
    )

    def oracle(line: str) -> list[str]:
        item = rf'(?:"(?:[^"]|"")*"|[^"{sep}]*)'
        if not re.fullmatch(f"{item}(?:{sep}{item})*", line):
            raise ValueError("no such line")
        found = [one[0] for one in re.findall(f"({item})({sep}|$)", line)]
        cells = found[: len(re.findall(f'{sep}(?=(?:[^"]*"[^"]*")*[^"]*$)', line)) + 1]
        return [one[1:-1].replace('""', '"') if one.startswith('"') else one for one in cells]

    def given(r: random.Random) -> list[str]:
        cells = []
        for _ in range(r.randrange(1, 5)):
            inner = "".join(r.choices(("a", "b", sep, '""', " "), k=r.randrange(4)))
            cells.append(f'"{inner}"' if r.random() < 0.5 else "".join(r.choices("ab c", k=r.randrange(4))))
        return [sep.join(cells)]

    return Made(
        f"std::vector<std::string> @f({TEXT} line)",
        body,
        oracle,
        given,
        (
            f"Write a function that splits a line of a CSV file at '{sep}'. A cell may be in double quotes as a whole; then separators inside belong to it, and two quotes in a row mean one. The line is well-formed; an empty line is one empty cell. Spaces are kept.",
            f'parse one CSV line, separator \'{sep}\', "quoted" cells with "" as an escaped quote; no trimming; "" -> one empty cell',
            f"I import a spreadsheet of room names. Cells are separated by '{sep}', some are quoted because they include '{sep}' or quotation marks (doubled inside). Give me the plain cells; quotes only occur around whole cells.",
            f"How do I read CSV with quoting? Split at '{sep}' outside of quotes, strip the enclosing quotes, undouble the inner ones. Input has no errors and no line breaks.",
        ),
    )


def hex_dump_row(rng: random.Random) -> Made:
    back = rng.random() < 0.35
    width = rng.choice((8, 16))
    digits = rng.choice((4, 6))
    if back:
        body = cpp(
            """
            std::vector<uint8_t> bytes;
            size_t at = line.find(':');
            size_t end = line.find('|');
            if (at == std::string::npos) return bytes;
            std::istringstream words(line.substr(at + 1, end == std::string::npos ? end : end - at - 1));
            for (std::string word; words >> word;) bytes.push_back(std::stoi(word, nullptr, 16));
            return bytes;
            """
        )

        def parse(line: str) -> list[int]:
            _, found, rest = line.partition(":")
            return [int(one, 16) for one in rest.partition("|")[0].split()] if found else []

        def lines(r: random.Random) -> list[str]:
            data = r.randbytes(r.randrange(9))
            text = " ".join(f"{one:02X}" if r.random() < 0.5 else f"{one:02x}" for one in data)
            return [
                r.choice(
                    (
                        f"{r.getrandbits(16):04X}: {text}",
                        f"{r.getrandbits(20):06X}: {text}  |ab:c|",
                        f"00: {text} |12",
                        "; note",
                        f"1:{text}",
                    )
                )
            ]

        return Made(
            f"std::vector<uint8_t> @f({TEXT} line)",
            body,
            parse,
            lines,
            (
                "Write a function that reads the bytes from a line of a hex dump such as \"01F0: 4C 6F|Lo\". They are two-digit hex numbers (upper or lower case) separated by spaces, between the first ':' and a '|' behind which anything may stand, or the end of the line. A line without ':' has no bytes.",
                '"addr: HH HH HH |text|" -> bytes; no colon: none; "|" optional',
                "I paste hex dumps into my editor. After the first colon come bytes as hex pairs with one or more spaces between, up to a vertical bar or the end. Return them; lines without a colon give nothing. The part is well-formed, the address doesn't matter.",
                "How do I parse one dump row back to bytes? Ignore everything up to the first ':' and everything from the '|' on (if there is one; no '|' comes before the ':'), the rest is space-separated hex bytes. No ':' at all: empty result.",
            ),
        )
    dot = rng.choice((".", " ", "~"))
    body = cpp(
        """
        char part[8];
        snprintf(part, sizeof part, "%0@{d}X:", address);
        std::string line = part, text;
        for (int i = 0; i < @width; ++i) {
          if (i < static_cast<int>(bytes.size())) {
            snprintf(part, sizeof part, " %02X", bytes[i]);
            line += part;
            text += bytes[i] >= 0x20 && bytes[i] < 0x7F ? static_cast<char>(bytes[i]) : '@dot';
          } else {
            line += "   ";
          }
        }
        return line + " |" + text + "|";
        """,
        d=digits,
        width=width,
        dot=dot,
    )

    def oracle(address: int, data: list[int]) -> str:
        shown = data[:width]
        hexes = bytes(shown).hex(" ").upper()
        text = "".join(chr(one) if 32 <= one <= 126 else dot for one in shown)
        return f"{address:0{digits}X}: {hexes:{width * 3 - 1}} |{text}|"

    return Made(
        f"std::string @f(int address, {BYTES} bytes)",
        body,
        oracle,
        lambda r: [
            r.getrandbits(4 * digits),
            r.choice(
                (
                    r.randbytes(width),
                    b"SUPER\0",
                    r.randbytes(r.randrange(width + 2)),
                    bytes(r.choices(range(0x18, 0x82), k=r.randrange(width))),
                )
            ),
        ],
        (
            f"Write a function that formats a row of a hex dump: the address with {digits} hex digits and ':', then for each of {width} bytes a space and two hex digits (three spaces where there is no byte), then \" |\", the bytes as ASCII with '{dot}' for all but 0x20 to 0x7E, and '|'. Capitals; surplus bytes are ignored.",
            f"\"{'01C0'.rjust(digits, '0')}: 41 00 ... |A{dot}|\", {width} columns, padded; non-printables (outside $20-$7E) as '{dot}'; uppercase",
            f"Hex view of my editor: one line with address ({digits} digits), {width} byte columns and the text column between bars. A short last row is padded with blanks in the hex part only. '{dot}' replaces unprintable characters (below space or above '~'). At most {width} bytes are shown.",
            f"How do I print a classic hex dump line? {digits}-digit address, colon, {width} times \" HH\" (blank-filled), space, bar, printable ASCII or '{dot}', bar. Upper-case digits, only the first {width} bytes; the address fits.",
        ),
    )


def small_sum(rng: random.Random) -> Made:
    hexa = rng.choice(("$", "0x"))
    ops = rng.choice(("+-", "+-*"))
    flat = "*" in ops
    body = cpp(
        """
        int total = 0;
        char op = '+';
        for (size_t i = 0; i < text.size();) {
          bool hex = text.compare(i, @n, "@hexa") == 0;
          if (hex) i += @n;
          int number = 0;
          for (; i < text.size() && isxdigit(text[i]); ++i)
            number = number * (hex ? 16 : 10) + (isdigit(text[i]) ? text[i] - '0' : tolower(text[i]) - 'a' + 10);
          @apply
          if (i < text.size()) op = text[i++];
        }
        return total;
        """,
        hexa=hexa,
        n=len(hexa),
        apply="total = op == '*' ? total * number : op == '-' ? total - number : total + number;"
        if flat
        else "total += op == '-' ? -number : number;",
    )

    def oracle(text: str) -> int:
        parts = re.findall(r"[-+*]|[^-+*]+", text)

        def value(one: str) -> int:
            return int(one.removeprefix(hexa), 16) if one.startswith(hexa) else int(one)

        total = value(parts[0])
        for op, one in zip(parts[1::2], parts[2::2], strict=True):
            total = {"+": total + value(one), "-": total - value(one), "*": total * value(one)}[op]
        return total

    def given(r: random.Random) -> list[str]:
        def number() -> str:
            n = r.choice((0, 1, 8, 16, 32, r.randrange(200)))
            return f"{hexa}{n:{r.choice('xX')}}" if r.random() < 0.5 else str(n)

        return [number() + "".join(r.choice(ops) + number() for _ in range(r.randrange(4)))]

    left = " It is evaluated strictly from left to right, so 1+2*3 is 9." if flat else ""
    which = "+, - and *" if flat else "+ and -"
    return Made(
        f"int @f({TEXT} text)",
        body,
        oracle,
        given,
        (
            f'Write a function that computes a small sum typed into an address field, such as "{hexa}1F00+16". Numbers are decimal, or hexadecimal with {hexa} in front (digits in either case); between them stands one of {which}, without spaces.{left} The text is well-formed, and the results fit an int.',
            f'eval "n op n op n": {which}, decimal or {hexa}hex, no spaces.{left or " No precedence issue."} valid input',
            f"Users like to type {hexa}8000-32 into number boxes. Evaluate that: {which} between decimal or {hexa}-prefixed hex numbers.{left} No blanks, brackets or signs; always at least one number.",
            f"How do I evaluate simple arithmetic in a text field? Operators {which}; hex numbers start with {hexa}.{left} I guarantee a correct expression.",
        ),
    )


def fill_template(rng: random.Random) -> Made:
    open_, close = rng.choice((("{", "}"), ("%", "%"), ("<", ">")))
    missing = rng.choice(("keep", "empty"))
    body = cpp(
        """
        std::string out;
        for (size_t i = 0; i < text.size(); ++i) {
          size_t end = text[i] == '@open' ? text.find('@close', i + 1) : std::string::npos;
          if (end == std::string::npos) {
            out += text[i];
            continue;
          }
          auto at = std::find(names.begin(), names.end(), text.substr(i + 1, end - i - 1));
          if (at != names.end()) out += values[at - names.begin()];
          @else
          i = end;
        }
        return out;
        """,
        open=open_,
        close=close,
        **{"else": "else out += text.substr(i, end - i + 1);" if missing == "keep" else ""},
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(text: str, names: list[str], values: list[str]) -> str:
        known = dict(zip(names[::-1], values[::-1], strict=True))
        pattern = re.escape(open_) + "(.*?)" + re.escape(close)
        return re.sub(
            pattern, lambda hit: known.get(hit[1], hit[0] if missing == "keep" else ""), text, flags=re.DOTALL
        )

    def given(r: random.Random) -> list[object]:
        names = r.sample(["rom", "date", "n"], r.randrange(1, 4))
        text = "".join(
            r.choice(
                (
                    f"{open_}{r.choice(('rom', 'date', 'n', 'x'))}{close}",
                    "a",
                    "-",
                    " ",
                    open_ if r.random() < 0.3 else "b",
                )
            )
            for _ in range(r.randrange(7))
        )
        return [text, names, [r.choice(("Zelda", "7", "", f"{open_}n{close}")) for _ in names]]

    what = "stays as it is" if missing == "keep" else "vanishes"
    return Made(
        f"std::string @f({TEXT} text, {TEXTS} names, {TEXTS} values)",
        body,
        oracle,
        given,
        (
            f"Write a function that fills a template: {open_}name{close} is replaced by the value with the same index as the name in `names`; an unknown one {what}. A placeholder goes from '{open_}' to the next '{close}' behind it; a '{open_}' without one is an ordinary character. Values are put in as they are and not searched again.",
            f"substitute {open_}name{close} from parallel lists; unknown {what}; unclosed '{open_}' literal; no recursion",
            f"Export file names come from a pattern like {open_}rom{close}-{open_}n{close}.png. Replace what is known (names and values run in parallel, names are unique), what isn't known {what}. Inserted text is never expanded itself.",
            f"How do I expand placeholders in one pass? '{open_}' up to the nearest following '{close}' is a placeholder, its inside the name; unknown name: {what}; no closing '{close}': plain text.",
        ),
    )


def place_of_offset(rng: random.Random) -> Made:
    tabs = rng.choice((None, 4, 8))
    back = rng.random() < 0.4 and not tabs
    if back:
        body = "size_t at = 0;\nfor (; line > 1; --line) {\n  at = text.find('\\n', at);\n  if (at == std::string::npos) return -1;\n  ++at;\n}\nsize_t end = std::min(text.find('\\n', at), text.size());\nreturn std::min(at + column - 1, end);"

        def find(text: str, line: int, column: int) -> int:
            rows = text.split("\n")
            if line > len(rows):
                return -1
            return sum(len(one) + 1 for one in rows[: line - 1]) + min(column - 1, len(rows[line - 1]))

        return Made(
            f"int @f({TEXT} text, int line, int column)",
            body,
            find,
            lambda r: ["".join(r.choices("abc\n\n ", k=r.randrange(12))), r.randrange(1, 6), r.randrange(1, 6)],
            (
                "Write a function that returns the offset of a place in an assembler source. Lines and columns count from 1, '\\n' ends a line. A column behind the end of its line means the end of the line (where its '\\n' is, or the end of the text); a line that doesn't exist gives -1.",
                "(line, column), 1-based -> offset; column clamped to the line's end, no such line: -1",
                "An assembler error names line and column (both from 1). Where is that in the text? Clamp the column to the line length (the position of the line break), and return -1 if there are fewer lines. After a final line break there's one more, empty line.",
                "How do I jump to a line and column in my script editor? Compute the character index; too large columns go to the line's end, missing lines to -1; lines are separated by \\n.",
            ),
        )
    add = f"column += {tabs} - (column - 1) % {tabs};" if tabs else ""
    body = cpp(
        """
        int line = 1, column = 1;
        for (size_t i = 0; i < offset && i < text.size(); ++i) {
          if (text[i] == '\\n') {
            ++line;
            column = 1;
          }@tab else {
            ++column;
          }
        }
        return {line, column};
        """,
        tab=f" else if (text[i] == '\\t') {{\n    {add}\n  }}" if tabs else "",
    )

    def oracle(text: str, offset: int) -> list[int]:
        rows = text[:offset].split("\n")
        last = rows[-1].expandtabs(tabs) if tabs else rows[-1]
        return [len(rows), len(last) + 1]

    tab = f" A tab goes on to the next column that is 1 plus a multiple of {tabs}." if tabs else ""
    return Made(
        f"std::array<int, 2> @f({TEXT} text, size_t offset)",
        body,
        oracle,
        lambda r: ["".join(r.choices("ab\n\n \t" if tabs else "ab\n ", k=r.randrange(14))), r.randrange(15)],
        (
            f"Write a function that returns {{line, column}} of a character offset in a text, both from 1; '\\n' ends a line. An offset behind the end means the end.{tab}",
            f"offset -> {{line, column}}, 1-based, \\n newlines, clamp to the end.{tab}",
            f"My script compiler reports errors by offset, users want line and column (counted from 1). Lines end in \\n, that character itself is the last column of its line.{tab} Offsets too large are the end of the text.",
            f"Status bar of a text editor: the caret is at a character offset; which line and column is that (1-based)?{tab} Clamp the offset to the text's length.",
        ),
    )


def yes_or_number(rng: random.Random) -> Made:
    wanted = rng.choice(("bool", "time", "size"))
    if wanted == "bool":
        yes, no = rng.choice(((("yes", "on", "true", "1"), ("no", "off", "false", "0")), (("on", "1"), ("off", "0"))))
        y, n = (", ".join(f'"{one}"' for one in part) for part in (yes, no))
        signature = "int @f(std::string text)"
        body = f"std::transform(text.begin(), text.end(), text.begin(), ::tolower);\nfor (const char* yes : {{{y}}})\n  if (text == yes) return 1;\nfor (const char* no : {{{n}}})\n  if (text == no) return 0;\nreturn -1;"
        goal = f"1 for {', '.join(yes)}, 0 for {', '.join(no)}, in any mixture of upper and lower case, and -1 for anything else"
    elif wanted == "time":
        signature = "int @f(std::string text)"
        body = "int total = 0, number = -1;\nfor (char c : text + \":\") {\n  if (c == ':') {\n    if (number < 0) return -1;\n    total = total * 60 + number;\n    number = -1;\n  } else if (c >= '0' && c <= '9') {\n    number = std::max(number, 0) * 10 + (c - '0');\n  } else {\n    return -1;\n  }\n}\nreturn total;"
        goal = 'the seconds that a time such as "90", "1:30" or "1:02:03" means (seconds, minutes:seconds, hours:minutes:seconds; no part has a limit), or -1 if a part is empty or has anything but digits; there are at most three parts of at most three digits'
    else:
        signature = "int @f(std::string text)"
        body = 'size_t i = 0;\nint number = 0;\nwhile (i < text.size() && isdigit(text[i])) number = number * 10 + (text[i++] - \'0\');\nif (i == 0) return -1;\nstd::string unit = text.substr(i);\nif (unit == "") return number;\nif (unit == "K" || unit == "k") return number * 1024;\nif (unit == "M" || unit == "m") return number * 1024 * 1024;\nreturn -1;'
        goal = 'how many bytes a size such as "512", "32K" or "4m" means (K is 1024, M is 1024 * 1024, either case, nothing between number and letter), or -1 for anything else; numbers have at most three digits'

    def oracle(text: str) -> int:
        if wanted == "bool":
            key = text.casefold()
            return int(key in yes) if key in yes + no else -1
        if wanted == "time":
            parts = text.split(":")
            if not all(re.fullmatch("[0-9]+", one) for one in parts):
                return -1
            return sum(int(one) * 60**k for k, one in enumerate(reversed(parts)))
        hit = re.fullmatch("([0-9]+)([KkMm]?)", text)
        return int(hit[1]) * {"": 1, "k": 1 << 10, "m": 1 << 20}[hit[2].lower()] if hit else -1

    def given(r: random.Random) -> list[str]:
        if wanted == "bool":
            return [r.choice((str.upper, str.lower, str.title))(r.choice((*yes, *no, *yes, *no, "", "y", "10")))]
        if wanted == "time":
            return [
                r.choice(
                    (
                        ":".join(str(r.randrange(130)) for _ in range(r.randrange(1, 4))),
                        r.choice(("", "1:", ":5", "1:a", "1::2", "-5", "2:05", "0:00:07")),
                    )
                )
            ]
        return [f"{r.choice((str(r.randrange(1000)), ''))}{r.choice(('', 'K', 'k', 'M', 'm', 'KB', ' K'))}"]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that reads a setting and returns {goal}. Nothing is trimmed.",
            f"text -> {goal}",
            f"A config value of my build script is typed by hand. I want {goal}. Spaces aren't allowed anywhere.",
            f"How do I parse this option? The result is {goal}.",
        ),
    )


RECIPES = (
    ini_lookup,
    ini_store,
    plain_path,
    other_extension,
    natural_order,
    wildcard_match,
    comma_fields,
    hex_dump_row,
    small_sum,
    fill_template,
    place_of_offset,
    yes_or_number,
)
