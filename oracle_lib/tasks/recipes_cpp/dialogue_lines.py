"""Lines of dialogue: unknown tables, choices, speakers, justified lines, names that fit, tags, numbers as people read them."""

import random
import re
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "text"
TEXT = "const std::string&"
TEXTS = "const std::vector<std::string>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _words(r: random.Random, most: int, letters: str = "abeos", longest: int = 5) -> list[str]:
    return ["".join(r.choices(letters, k=r.randrange(1, longest + 1))) for _ in range(r.randrange(most + 1))]


def relative_search(rng: random.Random) -> Made:
    wanted = rng.choice(("first", "count", "base"))
    final = {
        "first": ("return static_cast<int>(i);", "return -1;"),
        "count": ("++count;", "return count;"),
        "base": ("return static_cast<int>(rom[i] - (text[0] - 'a') & 0xFF);", "return -1;"),
    }[wanted]
    body = cpp(
        """
        @head
        for (size_t i = 0; i + text.size() <= rom.size(); ++i) {
          bool same = true;
          for (size_t k = 1; k < text.size(); ++k)
            same &= rom[i + k] - rom[i] == text[k] - text[0];
          if (same) @found
        }
        @last
        """,
        head="int count = 0;" if wanted == "count" else "",
        found=final[0],
        last=final[1],
    ).strip("\n")

    def oracle(rom: list[int], text: str) -> int:
        if len(text) < 2:
            raise ValueError("too short")
        hits = []
        for base in range(-25, 256):
            seek = [base + ord(one) - 97 for one in text]
            hits += [i for i in range(len(rom) - len(text) + 1) if rom[i : i + len(text)] == seek]
        if wanted == "count":
            return len(hits)
        if not hits:
            return -1
        return min(hits) if wanted == "first" else (rom[min(hits)] - ord(text[0]) + 97) % 256

    def given(r: random.Random) -> list[object]:
        text = "".join(r.choices("abcdefgh", k=r.randrange(2, 5)))
        out = b""
        for _ in range(r.randrange(1, 5)):
            base = r.randrange(240)
            out += r.randbytes(r.randrange(3)) + (
                bytes(base + ord(one) - 97 for one in text) if r.random() < 0.6 else r.randbytes(3)
            )
        return [out, text]

    goal = {
        "first": "the offset of the first match, -1 if there is none",
        "count": "how many offsets match (matches may overlap)",
        "base": "which byte would then be the letter 'a' at the first match (modulo 256), -1 without a match",
    }[wanted]
    return Made(
        f"int @f({BYTES} rom, {TEXT} text)",
        body,
        oracle,
        given,
        (
            f"Write the relative search of a ROM hacking tool: I don't know the game's table, only that its letters a to z have consecutive codes. An offset matches if the bytes there differ from each other exactly as the letters of `text` do (plain differences, no wrap at 256). Return {goal}. `text` has two lower-case letters or more.",
            f"relative search: rom[i+k] - rom[i] == text[k] - text[0] for all k (no mod 256) -> {goal}",
            f"Unknown text encoding, alphabet in order. Find `text` (lower case, at least 2 letters) by the differences between its letters and return {goal}. Differences are ordinary ones, a byte does not wrap round.",
            f"I type a word I see on screen and my tool should guess where it is: {goal}. Compare only the distances between neighbouring characters (rom bytes as plain numbers 0-255); the word has at least two letters, all a-z.",
        ),
    )


def justify_line(rng: random.Random) -> Made:
    extra = rng.choice(("first", "last"))
    width = rng.choice((16, 20, 12))
    place = "i < missing % gaps" if extra == "first" else "i >= gaps - missing % gaps"
    body = cpp(
        """
        int gaps = std::count(line.begin(), line.end(), ' ');
        int missing = @width - static_cast<int>(line.size());
        if (gaps == 0 || missing <= 0) return line;
        std::string out;
        int i = 0;
        for (char c : line) {
          out += c;
          if (c != ' ') continue;
          out.append(missing / gaps + (@place ? 1 : 0), ' ');
          ++i;
        }
        return out;
        """,
        width=width,
        place=place,
    )

    def oracle(line: str) -> str:
        parts = line.split(" ")
        gaps, lack = len(parts) - 1, width - len(line)
        if gaps < 1 or lack <= 0:
            return line
        sizes = [1] * gaps
        order = range(gaps) if extra == "first" else range(gaps - 1, -1, -1)
        for turn in range(lack):
            sizes[order[turn % gaps]] += 1
        return parts[0] + "".join(" " * size + part for size, part in zip(sizes, parts[1:], strict=True))

    end = "leftmost" if extra == "first" else "rightmost"
    return Made(
        f"std::string @f({TEXT} line)",
        body,
        oracle,
        lambda r: [" ".join(_words(r, 5))],
        (
            f"Write a function that justifies a line of text to {width} characters by widening its gaps (the single spaces between words) as evenly as possible; where that leaves spaces over, the {end} gaps get one more each. A line without a space, or with {width} characters or more, stays as it is.",
            f"justify to {width} columns, surplus spaces one each to the {end} gaps; no gap or already long enough: unchanged",
            f"Block text for the credits: how do I stretch a line to exactly {width} characters? Words are separated by one space each. All gaps grow alike, the {end} ones by one more if needed. Longer lines and single words I want back untouched.",
            f"My book renderer prints fixed-width lines of {width}. Pad between the words, not at the end; gap sizes may differ by one, the wider ones being the {end}. Nothing to pad or no gap: return the line.",
        ),
    )


def choice_positions(rng: random.Random) -> Made:
    mark, line, box = rng.sample((0xF0, 0xF3, 0xF8, 0xFA, 0xFD), 3)
    cursor_wide = rng.choice((0, 1, 2))
    body = cpp(
        """
        std::vector<int> cells;
        int row = 0, column = 0;
        for (uint8_t c : message) {
          if (c == 0xFF) break;
          if (c == @line) {
            ++row;
            column = 0;
          } else if (c == @box) {
            row = column = 0;
            cells.clear();
          } else if (c == @mark) {
            cells.push_back(row * 32 + column);
            column += @wide;
          } else {
            ++column;
          }
        }
        return cells;
        """,
        mark=hexadecimal(mark),
        line=hexadecimal(line),
        box=hexadecimal(box),
        wide=cursor_wide,
    )

    def oracle(message: list[int]) -> list[int]:
        shown = message[: message.index(255)] if 255 in message else message
        last = shown[len(shown) - shown[::-1].index(box) :] if box in shown else shown
        rows: list[list[int]] = [[]]
        for one in last:
            if one == line:
                rows.append([])
            else:
                rows[-1].append(one)
        return [
            y * 32 + x + row[:x].count(mark) * (cursor_wide - 1)
            for y, row in enumerate(rows)
            for x, one in enumerate(row)
            if one == mark
        ]

    wide = f"takes {cursor_wide} cell{'s' * (cursor_wide != 1)}" if cursor_wide else "takes no room itself"
    return Made(
        f"std::vector<int> @f({BYTES} message)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((mark, mark, mark, line, line, box, 65, 66, 67, 65) + (0xFF,) * r.randrange(2))
                for _ in range(r.randrange(4, 16))
            )
        ],
        (
            f"Write a function that returns where the cursor of a choice can stand in the last box of a message, as row * 32 + column in the order of the text. Byte 0x{mark:02X} marks a choice and {wide}; 0x{line:02X} starts the next row at column 0, 0x{box:02X} a new, empty box; 0xFF or the end of the data ends the message; every other byte is a letter of one cell.",
            f"cells (row*32 + col) of all ${mark:02X} since the last ${box:02X}; ${line:02X} = next row, ${mark:02X} {wide}, rest 1 cell, $FF ends",
            f"For yes/no questions I need the choice marks' places. ${line:02X} is a line break, ${box:02X} clears the box and goes home, $FF ends (or the vector does), ${mark:02X} is the mark: it {wide}. Anything else prints one letter. Only marks of the final box count; result 32 * row + column each.",
            f"Where do the arrows go? A message consists of letters (one cell each) and ${mark:02X} for a choice, which {wide}, ${line:02X} for a new line, ${box:02X} for a fresh box whose first row is 0 again. Stop at $FF. Return the marks still on screen at the end, as row * 32 + column.",
        ),
    )


def lines_of_speaker(rng: random.Random) -> Made:
    sep = rng.choice((":", ">"))
    wanted = rng.choice(("count", "letters", "texts"))
    returns = "std::vector<std::string>" if wanted == "texts" else "int"
    act = {"count": "++result;", "letters": "result += text.size();", "texts": "result.push_back(text);"}[wanted]
    body = cpp(
        """
        @returns result@zero;
        std::string speaker;
        for (const std::string& line : script) {
          size_t at = line.find('@sep');
          if (at != std::string::npos) speaker = line.substr(0, at);
          std::string text = at == std::string::npos ? line : line.substr(at + 1);
          if (speaker == name) @act
        }
        return result;
        """,
        returns=returns,
        zero="" if wanted == "texts" else " = 0",
        sep=sep,
        act=act,
    )

    def oracle(script: list[str], name: str) -> object:
        said: list[tuple[str, str]] = []
        for line in script:
            head, found, tail = line.partition(sep)
            said.append((head, tail) if found else (said[-1][0] if said else "", line))
        texts = [text for who, text in said if who == name]
        return {"count": len(texts), "letters": sum(map(len, texts)), "texts": texts}[wanted]

    def given(r: random.Random) -> list[object]:
        names = ["ZELDA", "LINK", "OLD"]
        lines = [
            (r.choice(names) + sep if r.random() < 0.6 else "") + "".join(r.choices("hey o", k=r.randrange(6)))
            for _ in range(r.randrange(7))
        ]
        return [lines, r.choice(names)]

    goal = {"count": "how many lines", "letters": "how many characters in all", "texts": "the texts of all lines"}[
        wanted
    ]
    return Made(
        f"{returns} @f({TEXTS} script, {TEXT} name)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal} the speaker `name` (not empty) says in a script. A line such as \"ZELDA{sep}Hello\" has its speaker before the first '{sep}' and the text right behind it; a line without '{sep}' is continued by the speaker of the line before it and is text as a whole (at the start nobody speaks).",
            f"script lines \"WHO{sep}text\", no '{sep}' = same speaker goes on; {goal} said by `name`",
            f"Voice statistics: {goal} does `name` have? Split every line at the first '{sep}'; left of it is who speaks, right of it (unchanged) what is said. Lines without one still belong to the last speaker; before the first speaker they are nobody's. `name` is never empty.",
            f"Our translation sheet has rows like LINK{sep}... and continuation rows without a name. Give me {goal} of `name`, not counting the name part itself. A second '{sep}' is part of the text, nothing is trimmed; names compare exactly, and I never ask for the empty one.",
        ),
    )


def tags_match(rng: random.Random) -> Made:
    kind = rng.choice(("braces", "brackets"))
    a, b = "{}" if kind == "braces" else "[]"
    ordered = rng.random() < 0.4
    body = cpp(
        """
        std::vector<std::string> tags[2];
        for (int side = 0; side < 2; ++side) {
          const std::string& text = side ? translated : original;
          for (size_t at = text.find('@a'); at != std::string::npos; at = text.find('@a', at + 1)) {
            size_t end = text.find('@b', at);
            if (end == std::string::npos) break;
            tags[side].push_back(text.substr(at, end - at));
            at = end;
          }
          @sort
        }
        return tags[0] == tags[1];
        """,
        a=a,
        b=b,
        sort="" if ordered else "std::sort(tags[side].begin(), tags[side].end());",
    ).replace("  \n", "")

    def oracle(original: str, translated: str) -> bool:
        pattern = re.escape(a) + "(.*?)" + re.escape(b)
        one, two = (re.findall(pattern, text, re.DOTALL) for text in (original, translated))
        return one == two if ordered else Counter(one) == Counter(two)

    def given(r: random.Random) -> list[str]:
        tags = [f"{a}{r.choice(('name', 'n', 'item', ''))}{b}" for _ in range(r.randrange(1, 4))]
        other = r.sample(tags, len(tags)) if r.random() < 0.7 else tags[1:]
        if r.random() < 0.2:
            other.append(a + "x")
        return [r.choice(("", "go ", "a")).join(["", *tags]), r.choice((" ", "la ", "")).join(["", *other])]

    how = "the same tags in the same order" if ordered else "the same tags equally often, in any order"
    return Made(
        f"bool @f({TEXT} original, {TEXT} translated)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks whether a translated line has {how} as the original. A tag starts with '{a}' and ends with the next '{b}'; what lies between is compared exactly. A '{a}' that is never closed is no tag, and inside a tag another '{a}' means nothing.",
            f"{a}tag{b} check: original and translation need {how}; unclosed '{a}' = no tag",
            f"Translators forget placeholders like {a}name{b}. Return true if both texts contain {how}. Each runs from '{a}' to the nearest '{b}' behind it, whatever is in it; without a closing one there is none.",
            f"Lint for our script files: are the {a}...{b} parts of two lines alike, that is {how}? Everything outside of them may differ. An opening '{a}' with no '{b}' after it doesn't count, nor does one within a tag.",
        ),
    )


def doubled_words(rng: random.Random) -> Made:
    wanted = rng.choice(("places", "count", "removed"))
    fold = rng.random() < 0.5
    returns = {"places": "std::vector<int>", "count": "int", "removed": "std::string"}[wanted]
    act = {
        "places": "if (again) result.push_back(number);",
        "count": "if (again) ++result;",
        "removed": 'if (!again) result += (number ? " " : "") + word;',
    }[wanted]
    low = "std::transform(key.begin(), key.end(), key.begin(), ::tolower);" if fold else ""
    body = cpp(
        """
        @returns result@zero;
        std::istringstream words(text);
        std::string word, last;
        for (int number = 0; words >> word; ++number) {
          std::string key = word;
          @low
          bool again = key == last;
          @act
          last = key;
        }
        return result;
        """,
        returns=returns,
        zero=" = 0" if wanted == "count" else "",
        low=low,
        act=act,
    ).replace("  \n", "")

    def oracle(text: str) -> object:
        words = text.split()
        keys = [one.lower() if fold else one for one in words]
        bad = [i for i in range(1, len(words)) if keys[i] == keys[i - 1]]
        kept = " ".join(one for i, one in enumerate(words) if i not in bad)
        return {"places": bad, "count": len(bad), "removed": kept}[wanted]

    goal = {
        "places": "the numbers (from 0) of the words that repeat the word right before them",
        "count": "how many words repeat the word right before them",
        "removed": "the text without the words that repeat the one right before them, single spaces between the rest",
    }[wanted]
    case = "upper and lower case count as the same" if fold else "upper and lower case differ"
    return Made(
        f"{returns} @f({TEXT} text)",
        body,
        oracle,
        lambda r: [r.choice((" ", " ", "  ")).join(r.choices(("the", "The", "old", "man", "a"), k=r.randrange(8)))],
        (
            f"Write a function that finds doubled words in a line of dialogue and returns {goal}. Words are separated by one or more spaces; {case}.",
            f'"the the" check: {goal}; split at spaces, {case}',
            f"Typo hunting in scripts: I want {goal}. Only spaces separate words (there may be several in a row), and {case}. Three equal words in a row are two repeats.",
            f'"Go to the the castle": give me {goal}. Everything between spaces is a word; {case}; every further equal word of a row is a repetition.',
        ),
    )


def roman_number(rng: random.Random) -> Made:
    back = rng.random() < 0.4
    table = "static const int values[] = {100, 90, 50, 40, 10, 9, 5, 4, 1};\nstatic const char* letters[] = {@l};"
    names = ["C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    quoted = ", ".join(f'"{one}"' for one in names)

    def roman(number: int) -> str:
        tens, ones = number // 10 % 10, number % 10

        def digit(value: int, one: str, five: str, ten: str) -> str:
            return ["", one, one * 2, one * 3, one + five, five, five + one, five + one * 2, five + one * 3, one + ten][
                value
            ]

        return "C" * (number // 100) + digit(tens, "X", "L", "C") + digit(ones, "I", "V", "X")

    if back:
        body = """
        int total = 0;
        for (size_t i = 0; i < text.size(); ++i) {
          auto value = [](char c) { return c == 'C' ? 100 : c == 'L' ? 50 : c == 'X' ? 10 : c == 'V' ? 5 : 1; };
          bool smaller = i + 1 < text.size() && value(text[i]) < value(text[i + 1]);
          total += smaller ? -value(text[i]) : value(text[i]);
        }
        return total;
        """
        numbers = {roman(one): one for one in range(1, 400)}
        return Made(
            f"int @f({TEXT} text)",
            body,
            lambda text: numbers[text],
            lambda r: [roman(r.randrange(1, 400))],
            (
                "Write a function that reads a Roman number from 1 to 399 such as XIV (14), given in capitals and in the usual form.",
                "Roman numeral -> int, valid input I..CCCXCIX, upper case",
                "Chapter titles end in Roman numbers (below 400, always well-formed, capital letters). How do I get the integer to sort by?",
                "I have to turn 'XLII' into 42. Letters I, V, X, L, C, a smaller one before a larger one is subtracted; input is a correct numeral.",
            ),
        )
    body = (
        cpp(table, l=quoted)
        + "\nstd::string text;\nfor (int i = 0; i < 9; ++i)\n  for (; number >= values[i]; number -= values[i]) text += letters[i];\nreturn text;"
    )
    other = rng.choice(("", "0"))
    body = body.replace("return text;", f'return text.empty() ? "{other}" : text;' if other else "return text;")
    return Made(
        "std::string @f(int number)",
        body,
        lambda number: roman(number) if number > 0 else other,
        lambda r: [r.choice((0, r.randrange(1, 400), r.randrange(1, 400)))],
        (
            f'Write a function that writes a number from 0 to 399 as a Roman numeral in capitals (4 is IV, 9 IX, 40 XL, 90 XC), for chapter titles. 0 gives "{other}".',
            f'int -> Roman, 0-399, 0 -> "{other}"',
            f'How do I print "CHAPTER XIV"? I only need the numeral for 1 to 399 in the standard subtractive form; for 0 return "{other}".',
            f'World names in my hack are numbered the Roman way with I, V, X, L, C. Convert 1 to 399 (IV, IX, XL, XC, not IIII); 0 becomes "{other}".',
        ),
    )


def amount_text(rng: random.Random) -> Made:
    zero = rng.choice(("no", "0"))
    ys = rng.random() < 0.5
    body = cpp(
        """
        if (count == 1) return "1 " + name;
        std::string many = name;
        @plural
        return (count == 0 ? "@zero" : std::to_string(count)) + " " + many;
        """,
        zero=zero,
        plural=(
            "if (!many.empty() && many.back() == 'y') many.replace(many.size() - 1, 1, \"ies\");\nelse many += 's';"
            if ys
            else "if (many.empty() || many.back() != 's') many += 's';"
        ),
    )
    body = (
        body.replace(
            f'(count == 0 ? "{zero}" : std::to_string(count))',
            f'(count == 0 ? std::string("{zero}") : std::to_string(count))',
        )
        if zero == "no"
        else body.replace('(count == 0 ? "0" : std::to_string(count))', "std::to_string(count)")
    )

    def oracle(count: int, name: str) -> str:
        many = re.sub("y$", "ie", name) + "s" if ys else name.removesuffix("s") + "s"
        return f"{zero if count == 0 else count} {name if count == 1 else many}"

    rule = "a final y becomes ies, otherwise s is added" if ys else "s is added unless the name ends in s"
    return Made(
        f"std::string @f(int count, {TEXT} name)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1, 2, r.randrange(1000))),
            r.choice(("arrow", "bomb", "key", "boss", "berry", "bottles", "ruby")),
        ],
        (
            f'Write a function for item messages that prints a count and a name, such as "1 bomb" or "5 bombs". With any count but 1 the plural is used: {rule}. For 0 the number is written as "{zero}". Counts are not negative.',
            f'"<count> <name>", plural if count != 1 ({rule}), 0 -> "{zero} ..."',
            f'How do I avoid "1 keys"? Text for a count and a singular name; plural rule: {rule}, also for 0, which is printed as "{zero}".',
            f'"You got 3 arrows": I need the number and the noun. One is singular; everything else, 0 included, plural, where {rule}. Zero reads "{zero}".',
        ),
    )


def shorten_name(rng: random.Random) -> Made:
    most = rng.choice((6, 8, 5))
    from_end = rng.random() < 0.7
    loop = (
        "for (size_t i = name.size(); i-- > 1 && name.size() > @m;)\n  if (vowels.find(name[i]) != std::string::npos) name.erase(i, 1);"
        if from_end
        else "for (size_t i = 1; i < name.size() && name.size() > @m;)\n  if (vowels.find(name[i]) != std::string::npos) name.erase(i, 1);\n  else ++i;"
    )
    body = cpp('static const std::string vowels = "AEIOU";\n' + loop + "\nreturn name.substr(0, @m);", m=most)

    def oracle(name: str) -> str:
        places = [i for i, one in enumerate(name) if i and one in "AEIOU"]
        surplus = max(0, len(name) - most)
        gone = (places[::-1] if from_end else places)[:surplus]
        return "".join(one for i, one in enumerate(name) if i not in gone)[:most]

    end = "the last one first" if from_end else "the leftmost one first"
    return Made(
        "std::string @f(std::string name)",
        body,
        oracle,
        lambda r: ["".join(r.choices("AEIOUBCDRSTLNM ", k=r.randrange(2 * most)))],
        (
            f"Write a function that shortens an item name in capitals to at most {most} characters: while it is too long, vowels (A, E, I, O, U) are dropped, {end}, but never the first character of the name; if that is not enough, the rest is cut off at the end.",
            f"fit name into {most}: drop vowels after the first char, {end}, only as many as needed, then truncate",
            f"My menu has room for {most} letters per item. How do I abbreviate longer names? Remove AEIOU one by one ({end}, the initial stays) until it fits, and truncate what is still too long. All names are upper case.",
            f'"HOOKSHOT" has to fit {most} cells: leave out vowels, {end} and no more than necessary, keeping the first letter whatever it is; finally cut. Short names stay.',
        ),
    )


def closest_name(rng: random.Random) -> Made:
    limit = rng.choice((2, 3))
    index = rng.random() < 0.5
    body = cpp(
        """
        int best = @limit + 1, found = -1;
        for (size_t n = 0; n < names.size(); ++n) {
          const std::string& name = names[n];
          std::vector<int> row(name.size() + 1);
          std::iota(row.begin(), row.end(), 0);
          for (size_t i = 1; i <= typed.size(); ++i) {
            int corner = row[0]++;
            for (size_t j = 1; j <= name.size(); ++j) {
              int up = row[j];
              row[j] = std::min({up + 1, row[j - 1] + 1, corner + (typed[i - 1] != name[j - 1])});
              corner = up;
            }
          }
          if (row.back() < best) best = row.back(), found = n;
        }
        return @final;
        """,
        limit=limit,
        final="found" if index else 'found < 0 ? "" : names[found]',
    )

    def oracle(names: list[str], typed: str) -> object:
        def apart(a: str, b: str) -> int:
            reached, steps = {a}, 0
            while b not in reached:
                if steps == limit:
                    return limit + 1
                steps += 1
                around = set()
                for one in reached:
                    for i in range(len(one) + 1):
                        around |= {one[:i] + c + one[i:] for c in set(b)} | {one[:i] + one[i + 1 :]}
                        around |= {one[:i] + c + one[i + 1 :] for c in set(b)}
                reached = around
            return steps

        ranked = sorted((apart(typed, one), i) for i, one in enumerate(names))
        if not ranked or ranked[0][0] > limit:
            return -1 if index else ""
        return ranked[0][1] if index else names[ranked[0][1]]

    def given(r: random.Random) -> list[object]:
        names = [
            r.choice(("bow", "bomb", "boom", "lamp", "map", "hammer", "cape", "cane")) for _ in range(r.randrange(5))
        ]
        typed = list(r.choice(names or ["x"]))
        for _ in range(r.randrange(4)):
            typed[r.randrange(len(typed) + 1) : r.randrange(len(typed) + 1)] = r.choice(("a", "b", "", "m"))
        return [names, "".join(typed)[:6]]

    result = "its index, or -1" if index else "the name, or an empty text"
    return Made(
        f"{'int' if index else 'std::string'} @f({TEXTS} names, {TEXT} typed)",
        body,
        oracle,
        given,
        (
            f'Write a "did you mean" function: the name that is closest to `typed` by edit distance (a letter inserted, deleted or replaced costs 1), the first of equals, but only if the distance is at most {limit}. Return {result} if nothing is that close.',
            f"Levenshtein <= {limit}, nearest name, first on ties -> {result} if none",
            f"An assembler reports unknown labels; I want to suggest the best one. Smallest number of single-letter insertions, deletions and replacements wins, ties go to the earlier entry, more than {limit} is no suggestion: return {result}.",
            f"Misspelt item names in the script should be recognised. Which known name needs the fewest edits (insert, delete, change a character)? At most {limit}; among equally good ones the first in the list. Result: {result} when there is none.",
        ),
    )


def sort_titles(rng: random.Random) -> Made:
    articles = rng.choice((("The ",), ("The ", "A ")))
    tests = " ".join(
        f'if (key.rfind("{one}", 0) == 0) key.erase(0, {len(one)});' + ("\n  else" if i + 1 < len(articles) else "")
        for i, one in enumerate(articles)
    )
    body = (
        "auto key_of = [](std::string key) {\n  "
        + tests
        + "\n  std::transform(key.begin(), key.end(), key.begin(), ::tolower);\n  return key;\n};\nstd::stable_sort(titles.begin(), titles.end(), [&](const std::string& a, const std::string& b) { return key_of(a) < key_of(b); });\nreturn titles;"
    )

    def oracle(titles: list[str]) -> list[str]:
        out: list[tuple[str, int]] = []
        for i, one in enumerate(titles):
            head = next((a for a in articles if one.startswith(a)), "")
            out.append((one[len(head) :].casefold(), i))
        return [titles[i] for _, i in sorted(out)]

    quoted = " or ".join(f'"{one}"' for one in articles)
    return Made(
        "std::vector<std::string> @f(std::vector<std::string> titles)",
        body,
        oracle,
        lambda r: [
            [
                r.choice(("", "", *articles, "the ")) + r.choice(("Cave", "cave", "Dam", "a Well", "Tower", "Fort"))
                for _ in range(r.randrange(7))
            ]
        ],
        (
            f"Write a function that sorts location names for a list: without regard to case, and ignoring {quoted} (written exactly so) at the start. Names that are equal then keep their order.",
            f"stable sort, key = lower(title without leading {quoted})",
            f'"The Dam" should stand under D. Sort the titles alphabetically, case-insensitively by ASCII; a leading {quoted} (with this capital and one space) does not count. Equal ones stay in the order they had.',
            f"The map list of my editor is alphabetical; case doesn't matter and {quoted} in front is skipped once. It must be stable. Return the sorted names, unchanged in themselves.",
        ),
    )


def balanced_break(rng: random.Random) -> Made:
    tie = rng.choice(("first", "second"))
    body = cpp(
        """
        int best = -1, least = text.size() + 1;
        for (size_t i = 0; i < text.size(); ++i) {
          if (text[i] != ' ') continue;
          int longer = std::max(i, text.size() - i - 1);
          if (longer @less least) least = longer, best = i;
        }
        return best;
        """,
        less="<" if tie == "first" else "<=",
    )

    def oracle(text: str) -> int:
        places = [i for i, one in enumerate(text) if one == " "]
        rated = [(abs(2 * i + 1 - len(text)), i if tie == "first" else -i) for i in places]
        return abs(min(rated)[1]) if rated else -1

    pick = "the earlier" if tie == "first" else "the later"
    return Made(
        f"int @f({TEXT} text)",
        body,
        oracle,
        lambda r: [" ".join(_words(r, 6))],
        (
            f"Write a function that finds where to break a title into two lines so that the longer line is as short as possible. It breaks at a space, which vanishes; return its index, {pick} one if two are equally good, and -1 if there is no space.",
            f"argmin over spaces i of max(i, n - i - 1); tie: {pick}; none: -1",
            f"A sign has two lines. At which space should I split so that they come out most even (the longer of the two minimal)? Index of that space; on a tie {pick} one; -1 for a single word.",
            f"Location banners break long names in the middle. Choose the space whose replacement by a line break leaves the smallest maximum line length, {pick} of two candidates. Without any space the answer is -1.",
        ),
    )


def message_time(rng: random.Random) -> Made:
    speed, wait = rng.sample((0xF1, 0xF4, 0xFC, 0xF8), 2)
    start = rng.choice((2, 3, 4))
    space = rng.choice((0x20, 0xEF))
    free = rng.random() < 0.5
    skip = f"else if (c != {hexadecimal(space)}) frames += delay;" if free else "else frames += delay;"
    body = cpp(
        """
        int frames = 0, delay = @start;
        for (size_t i = 0; i < message.size() && message[i] != 0xFF; ++i) {
          const int c = message[i];
          if (c == @speed) delay = message[++i];
          else if (c == @wait) frames += message[++i];
          @skip
        }
        return frames;
        """,
        start=start,
        speed=hexadecimal(speed),
        wait=hexadecimal(wait),
        skip=skip,
    )

    def oracle(message: list[int]) -> int:
        left = list(message)
        total, pace = 0, start
        while left:
            one = left.pop(0)
            if one == 255:
                break
            if one == speed:
                pace = left.pop(0)
            elif one == wait:
                total += left.pop(0)
            elif not free or one != space:
                total += pace
        return total

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(9)):
            out += r.choice(
                (bytes([speed, r.randrange(6)]), bytes([wait, r.randrange(60)]), bytes([space]), b"AB", b"CDE", b"K")
            )
        return [out + r.choice((b"", b"\xff", b"\xffAB"))]

    blank = f"A space (0x{space:02X}) takes no time. " if free else ""
    return Made(
        f"int @f({BYTES} message)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns in how many frames a message prints itself. Each letter takes the present delay, {start} frames at first. 0x{speed:02X} n sets the delay to n, 0x{wait:02X} n waits n frames; neither takes time otherwise. {blank}0xFF or the end of the data ends the message. Commands always have their argument.",
            f"sum of letter delays (start {start}); ${speed:02X} n: delay = n; ${wait:02X} n: +n; $FF ends{f'; space ${space:02X} is free' if free else ''}",
            f"How long does the text run? {start} frames a letter until ${speed:02X} (one argument) changes that; ${wait:02X} pauses for its argument. {blank}All other bytes up to $FF (or the end) are letters. I want the total of frames.",
            f"For a cutscene's timing I need the duration of its message in frames: letters cost `delay` (initially {start}), ${speed:02X} xx sets delay, ${wait:02X} xx adds xx. {blank}Stop at $FF or where the bytes end; no command is cut off.",
        ),
    )


def dictionary_gain(rng: random.Random) -> Made:
    code, cost = rng.choice((1, 2)), rng.choice((0, 1, 2))
    body = cpp(
        """
        if (word.empty()) return 0;
        int count = 0;
        for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++count;
        const int length = word.size();
        return count * (length - @code) - length@cost;
        """,
        code=code,
        cost=f" - {cost}" if cost else "",
    )

    def oracle(text: str, word: str) -> int:
        if not word:
            return 0
        before, after = len(text), len(text.replace(word, "#" * code)) + len(word) + cost
        return before - after

    def given(r: random.Random) -> list[str]:
        word = "".join(r.choices("ab", k=r.randrange(4)))
        return ["".join(r.choices(("a", "b", word, "c"), k=r.randrange(14))), word]

    entry = f"its letters and {cost} more byte{'s' * (cost != 1)}" if cost else "just its letters"
    return Made(
        f"int @f({TEXT} text, {TEXT} word)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns how many bytes a dictionary entry `word` saves (negative if it costs more): every occurrence in `text`, found from left to right without overlap, becomes a code of {code} byte{'s' * (code > 1)}, and the entry itself takes {entry}. An empty word saves 0.",
            f"gain = n * (len - {code}) - len - {cost}, n = non-overlapping occurrences from the left; empty word 0",
            f'Is it worth putting "the " into the text dictionary? Replacements take {code} byte{"s" * (code > 1)} each, the dictionary needs {entry}. Count occurrences the greedy way, left to right, and return bytes saved, which may be below zero (0 for an empty word).',
            f"My script compressor weighs candidates: size of `text` before minus size after, where each (non-overlapping, leftmost first) `word` shrinks to {code} byte{'s' * (code > 1)} and the table grows by {entry}. For an empty candidate return 0.",
        ),
    )


RECIPES = (
    relative_search,
    justify_line,
    choice_positions,
    lines_of_speaker,
    tags_match,
    doubled_words,
    roman_number,
    amount_text,
    shorten_name,
    closest_name,
    sort_titles,
    balanced_break,
    message_time,
    dictionary_gain,
)
