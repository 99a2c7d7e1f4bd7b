"""Symbols and small sources of a build: sums of terms, symbol lists sorted, filtered and compared, defines, includes, maps."""

import random
import re

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import cpp
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "text"
LINES = "const std::vector<std::string>&"
NAMES = ("Start", "Main_Loop", "nmi", "Table", "Link_x", "a", "b2")


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _symbol(r: random.Random, banks: tuple[int, ...] = (0x00, 0x0D, 0x80)) -> str:
    return f"{r.choice(banks):02X}:{r.choice((0x8000, 0x8010, 0xFFFF, r.randrange(0x8000, 0x10000))):04X} {r.choice(NAMES)}"


_SYMBOL = 'such as "0D:8010 Main_Loop" (bank, colon, address, in upper-case hex digits, a space, the name)'


def sum_of_terms(rng: random.Random) -> Made:
    names = rng.random() < 0.4
    body = cpp(
        """
        int total = 0, sign = 1;
        size_t at = 0;
        while (true) {
          size_t end = text.find_first_of("+-", at);
          if (end == std::string::npos) end = text.size();
          const std::string term = text.substr(at, end - at);
          const bool hex = !term.empty() && term[0] == '$';
          const std::string digits = hex ? term.substr(1) : term;
          if (digits.empty() || digits.size() > 5) return std::nullopt;
          for (char c : digits)
            if (!(hex ? std::isxdigit(c) : std::isdigit(c))) return std::nullopt;
          total += sign * std::stoi(digits, nullptr, hex ? 16 : 10);
          if (end == text.size()) return total@mask;
          sign = text[end] == '+' ? 1 : -1;
          at = end + 1;
        }
        """,
        mask=" & 0xFFFF" if names else "",
    )

    def oracle(text: str) -> int | None:
        if not re.fullmatch(r"(\$[0-9A-Fa-f]{1,5}|\d{1,5})([+-](\$[0-9A-Fa-f]{1,5}|\d{1,5}))*", text, re.ASCII):
            return None
        total = 0
        for sign, term in re.findall(r"(^|[+-])([^+-]+)", text):
            value = int(term[1:], 16) if term.startswith("$") else int(term)
            total += -value if sign == "-" else value
        return total % 65536 if names else total

    def given(r: random.Random) -> list[str]:
        terms = [
            r.choice((f"${r.randrange(1 << 20):X}", f"${r.randrange(256):02x}", str(r.randrange(1000))))
            for _ in range(r.randrange(1, 4))
        ]
        text = terms[0] + "".join(r.choice("+-") + one for one in terms[1:])
        return [r.choice((*[text] * 10, text + "+", "-" + text, text + "--1", "$", "", text + "g", "123456"))]

    end = ", modulo 65536" if names else ", which may be negative"
    return Made(
        "std::optional<int> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"Write a function that computes a sum such as $8000+16-$20: terms separated by single + or -, each $ and one to five hexadecimal digits (either case) or one to five decimal digits. There are no signs before the first term, spaces or anything else; a text of another form gives an empty optional. Return the result{end}.",
            f'evaluate "$8000+16-$20" ($hex or decimal terms, 1-5 digits, only + and -, no spaces or leading sign); result{end}; nullopt if malformed',
            f"The address box of my editor should understand $1C000+32. Terms are decimal, or hex behind $, with at most five digits; they're added and subtracted from left to right{end}. nullopt for anything else (spaces, a missing term, a sign at the start).",
            f"Tiny expression parser: term (+|- term)*, term = [0-9]{{1,5}} or $[0-9a-fA-F]{{1,5}}. Value{end}; no value for other texts.",
        ),
    )


def symbols_of_bank(rng: random.Random) -> Made:
    fold = rng.random() < 0.4
    wanted = rng.choice(("names", "sorted"))
    mask = " & 0x7F" if fold else ""
    test = (
        f"(std::stoi(line.substr(0, 2), nullptr, 16){mask}) != (bank{mask})"
        if fold
        else "std::stoi(line.substr(0, 2), nullptr, 16) != bank"
    )
    if wanted == "names":
        body = f"std::vector<std::string> names;\nfor (const std::string& line : lines) {{\n  if ({test}) continue;\n  names.push_back(line.substr(8));\n}}\nreturn names;"
    else:
        body = f"std::multimap<std::string, std::string> found;\nfor (const std::string& line : lines) {{\n  if ({test}) continue;\n  found.emplace(line.substr(3, 4), line.substr(8));\n}}\nstd::vector<std::string> names;\nfor (const auto& one : found) names.push_back(one.second);\nreturn names;"

    def oracle(lines: list[str], bank: int) -> list[str]:
        rows = []
        for i, line in enumerate(lines):
            place, name = line.split(" ")
            own, address = (int(one, 16) for one in place.split(":"))
            if own == bank or (fold and own ^ bank == 0x80):
                rows.append((address if wanted == "sorted" else 0, i, name))
        return [name for _, _, name in sorted(rows)]

    order = "sorted by address, equal ones in file order" if wanted == "sorted" else "in file order"
    mirror = "; banks that differ only in bit 7 count as the same" if fold else ""
    return Made(
        f"std::vector<std::string> @f({LINES} lines, uint8_t bank)",
        body,
        oracle,
        lambda r: [[_symbol(r) for _ in range(r.randrange(6))], r.choice((0x00, 0x0D, 0x80, 0x8D))],
        (
            f"Write a function that lists the names of all symbols in one bank, {order}{mirror}. Every line is {_SYMBOL}.",
            f'"BB:AAAA name" lines -> names of bank `bank`, {order}{mirror}',
            f"My bank view shows the labels of the bank under the cursor. From a symbol file whose lines are {_SYMBOL} I need the names, {order}{mirror}.",
            f"Filter symbols by bank{mirror}; return names {order}. Line form: {_SYMBOL}, always valid.",
        ),
    )


def moved_symbols(rng: random.Random) -> Made:
    wanted = rng.choice(("moved", "gone", "new"))
    body = cpp(
        """
        std::map<std::string, std::string> old_place, new_place;
        for (const std::string& line : before) old_place[line.substr(8)] = line.substr(0, 7);
        for (const std::string& line : after) new_place[line.substr(8)] = line.substr(0, 7);
        std::vector<std::string> names;
        for (const auto& [name, place] : @one)
          if (@test) names.push_back(@text);
        return names;
        """,
        one="new_place" if wanted == "new" else "old_place",
        test={
            "moved": "new_place.count(name) && new_place[name] != place",
            "gone": "!new_place.count(name)",
            "new": "!old_place.count(name)",
        }[wanted],
        text='name + " " + place + " -> " + new_place[name]' if wanted == "moved" else "name",
    )

    def oracle(before: list[str], after: list[str]) -> list[str]:
        old, new = ({name: place for place, name in (line.split() for line in lines)} for lines in (before, after))
        if wanted == "gone":
            return sorted(set(old) - set(new))
        if wanted == "new":
            return sorted(set(new) - set(old))
        return [f"{one} {old[one]} -> {new[one]}" for one in sorted(set(old) & set(new)) if old[one] != new[one]]

    def given(r: random.Random) -> list[list[str]]:
        old = {name: _symbol(r)[:7] for name in r.sample(NAMES, r.randrange(6))}
        new = {name: place if r.random() < 0.5 else _symbol(r)[:7] for name, place in old.items() if r.random() < 0.8}
        new |= {name: _symbol(r)[:7] for name in r.sample(NAMES, 1)}
        return [[f"{place} {name}" for name, place in one.items()] for one in (old, new)]

    goal = {
        "moved": 'those that are in both with different addresses, as "Main_Loop 00:8010 -> 0D:9000"',
        "gone": "the names that are only in `before`",
        "new": "the names that are only in `after`",
    }[wanted]
    return Made(
        f"std::vector<std::string> @f({LINES} before, {LINES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that compares the symbol files of two builds and returns {goal}, sorted by name (as std::string compares). Every line is {_SYMBOL}; no name occurs twice in a file.",
            f'symbols before/after ("BB:AAAA name"): {goal}; sorted by name',
            f"What did the last change do to my labels? I want {goal}, in the order of their names (byte order). Lines are {_SYMBOL}, names unique in each file.",
            f"Symbol diff: {goal}. Sort by name like std::string does. Valid lines only, {_SYMBOL}.",
        ),
    )


def clashing_symbols(rng: random.Random) -> Made:
    wanted = rng.choice(("names", "places"))
    key, other = (
        ("line.substr(8)", "line.substr(0, 7)") if wanted == "names" else ("line.substr(0, 7)", "line.substr(8)")
    )
    body = cpp(
        """
        std::map<std::string, std::set<std::string>> known;
        for (const std::string& line : lines) known[@key].insert(@other);
        std::vector<std::string> result;
        for (const auto& [key, others] : known)
          if (others.size() > 1) result.push_back(key);
        return result;
        """,
        key=key,
        other=other,
    )

    def oracle(lines: list[str]) -> list[str]:
        pairs = {tuple(line.split(" ")) for line in lines}
        keys = [one[1 if wanted == "names" else 0] for one in pairs]
        return sorted({one for one in keys if keys.count(one) > 1})

    goal = (
        "the names that stand for more than one address"
        if wanted == "names"
        else 'the places (as "0D:8010") that have more than one name'
    )
    return Made(
        f"std::vector<std::string> @f({LINES} lines)",
        body,
        oracle,
        lambda r: [
            [f"{r.choice(('00:8000', '00:8010', '0D:8000'))} {r.choice(NAMES[:4])}" for _ in range(r.randrange(7))]
        ],
        (
            f"Write a function that finds conflicts in symbol files that were put together: {goal}, each once and sorted (as std::string compares). Lines are {_SYMBOL}; exact repetitions are no conflict.",
            f'"BB:AAAA name" lines: {goal}, sorted; duplicate lines are fine',
            f"I joined the symbols of several people. Tell me {goal}, in ascending byte order without repetition. Identical lines don't matter. Each line is {_SYMBOL}.",
            f"Check merged symbols for {goal}; sorted result. All lines have the form {_SYMBOL}.",
        ),
    )


def replace_defines(rng: random.Random) -> Made:
    mark = rng.choice(("!", "%"))
    unknown = rng.choice(("keep", "fail"))
    body = cpp(
        """
        std::string result;
        for (size_t at = 0; at < line.size();) {
          if (line[at] != '@mark') {
            result += line[at++];
            continue;
          }
          size_t end = at + 1;
          while (end < line.size() && (std::isalnum(line[end]) || line[end] == '_')) ++end;
          const auto found = std::find(names.begin(), names.end(), line.substr(at + 1, end - at - 1));
          if (found != names.end()) result += values[found - names.begin()];
          else @unknown
          at = end;
        }
        return result;
        """,
        mark=mark,
        unknown="result += line.substr(at, end - at);" if unknown == "keep" else 'return "";',
    )

    def oracle(line: str, names: list[str], values: list[str]) -> str:
        known = dict(zip(names, values, strict=True))
        used = re.findall(rf"{mark}(\w*)", line, re.ASCII)
        if unknown == "fail" and any(one not in known for one in used):
            return ""
        return re.sub(rf"{mark}(\w*)", lambda m: known.get(m[1], m[0]), line, flags=re.ASCII)

    def given(r: random.Random) -> list[object]:
        names = r.sample(("speed", "speed2", "hp", "x"), r.randrange(1, 4))
        words = [
            r.choice(
                (
                    "LDA #",
                    " + ",
                    mark + r.choice(names),
                    mark + r.choice(names),
                    mark + "other" if r.random() < 0.3 else "$10",
                    "x,",
                )
            )
            for _ in range(r.randrange(5))
        ]
        return ["".join(words), names, [r.choice(("$12", "3", mark + "x", "")) for _ in names]]

    told = (
        f"an unknown name stays as it is, {mark} included"
        if unknown == "keep"
        else "if some name is unknown, the result is empty"
    )
    return Made(
        f"std::string @f(const std::string& line, {LINES} names, {LINES} values)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands the defines in a line of source. Where a {mark} stands, the letters, digits and underscores behind it, as many as there are, are a name; {mark} and name are replaced by the value with the same index in `values`; {told}. Values are not expanded again. No name occurs twice, and none is empty.",
            f"replace {mark}name by its value ([A-Za-z0-9_]*, longest; no re-expansion); {told}",
            f"In my assembler {mark}speed stands for a define. names[i] has the value values[i]. Expand a line once, from left to right, without looking into the inserted text again; {told}. A name goes on as long as letters, digits and _ follow.",
            f"Define substitution: {mark}identifier -> value, single pass; {told}. Identifier characters are ASCII letters, digits and underscore (a lone {mark} has an empty name, which is never known).",
        ),
    )


def include_order(rng: random.Random) -> Made:
    wanted = rng.choice(("order", "cycle"))
    body = cpp(
        """
        std::vector<int> order;
        std::vector<bool> seen(count);
        auto visit = [&](auto&& self, int file) -> void {
          if (seen[file]) return;
          seen[file] = true;
          for (size_t i = 0; i + 1 < includes.size(); i += 2)
            if (includes[i] == file) self(self, includes[i + 1]);
          order.push_back(file);
        };
        visit(visit, 0);
        return order;
        """
    )
    if wanted == "cycle":
        body = cpp(
            """
            std::vector<bool> done(count);
            int left = count;
            while (true) {
              const int before = left;
              for (int file = 0; file < count; ++file) {
                if (done[file]) continue;
                bool ready = true;
                for (size_t i = 0; i + 1 < includes.size(); i += 2)
                  if (includes[i] == file && !done[includes[i + 1]]) ready = false;
                if (!ready) continue;
                done[file] = true;
                --left;
              }
              if (left == before) return left;
            }
            """
        )

    def oracle(includes: list[int], count: int) -> object:
        wants: dict[int, list[int]] = {i: [] for i in range(count)}
        for a, b in zip(includes[::2], includes[1::2], strict=False):
            if b >= count:
                raise ValueError("no such file")
            wants[a].append(b)
        if wanted == "cycle":
            stuck = set(wants)
            for _ in range(count):
                stuck = {one for one in stuck if stuck & set(wants[one])}
            return len(stuck)
        order: list[int] = []
        stack, seen = [(0, iter(wants[0]))], {0}
        while stack:
            file, rest = stack[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                order.append(file)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(wants[following])))
        return order

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 7)
        pairs = bytes(
            one
            for _ in range(r.randrange(8))
            for one in sorted((r.randrange(count), r.randrange(count)), reverse=r.random() < 0.25)
        )
        return [pairs, count]

    if wanted == "order":
        asks = (
            "Write a function that returns in which order the files of a project are finished, beginning with file 0. `includes` has pairs of bytes: a file and a file that it includes. A file includes its files in the order of these pairs, and each file only the first time it is met (a file that is being read already counts as met); it is finished behind all of them. Files that are never reached are not listed. Numbers are below `count`.",
            "post-order DFS of the include graph from file 0, children in list order, each file once",
            "My assembler reads each file once. Pairs (file, included file) in order of appearance; when a file is read, what it includes comes first unless it has been started before. List the files from main file 0 in the order in which they are completed. All numbers are smaller than `count`.",
            "Include order: start at 0, descend into not yet visited includes in the order given, append a file after its includes. Pairs of bytes (includer, included), all < count.",
        )
    else:
        asks = (
            "Write a function that finds out how many of the files 0 to count - 1 can never be completed. `includes` has pairs of bytes, a file and a file that it needs first; a file is complete once all that it needs are. So files in a circle, and those that need one of these, are counted.",
            "number of files that are in a dependency cycle or depend on one; pairs (file, needed file)",
            "Circular includes! From pairs (file, file it needs before), numbers below `count`, tell me how many files can't be built in any order, because directly or indirectly they wait for themselves or for files that do.",
            "Kahn's algorithm on `count` files, pairs (file, prerequisite): how many remain?",
        )
    return Made(
        "std::vector<int> @f(const std::vector<uint8_t>& includes, int count)"
        if wanted == "order"
        else "int @f(const std::vector<uint8_t>& includes, int count)",
        body,
        oracle,
        given,
        asks,
    )


def local_label_name(rng: random.Random) -> Made:
    join = rng.choice(("_", ".", "::"))
    body = cpp(
        """
        std::vector<std::string> names;
        std::string parent;
        for (const std::string& label : labels) {
          if (label[0] == '.') {
            names.push_back(parent + "@join" + label.substr(1));
          } else {
            names.push_back(label);
            parent = label;
          }
        }
        return names;
        """,
        join=join,
    )

    def oracle(labels: list[str]) -> list[str]:
        out = []
        for i, one in enumerate(labels):
            if one.startswith("."):
                parents = [label for label in labels[:i] if not label.startswith(".")]
                out.append((parents[-1] if parents else "") + join + one[1:])
            else:
                out.append(one)
        return out

    return Made(
        f"std::vector<std::string> @f({LINES} labels)",
        body,
        oracle,
        lambda r: [[r.choice(("Main", "Draw", ".loop", ".end", ".loop")) for _ in range(r.randrange(6))]],
        (
            f'Write a function that gives labels their full names, in the order in which they stand in a source. One that begins with a dot is local to the last label before it without a dot: its full name is that label, "{join}" and what follows the dot. Before the first such label the first part is empty. Other labels are unchanged; none is empty.',
            f'".x" after "Main" -> "Main{join}x"; others unchanged; parent empty at the start',
            f"For the symbol file, local labels (.loop) get the name of the last global label in front: Main{join}loop. If there was none yet, just {join}loop. Global names stay.",
            f"Qualify dot labels by the preceding non-dot label, joined with {join} (nothing before it if there is no such label).",
        ),
    )


def breakpoints_text(rng: random.Random) -> Made:
    modes = rng.choice(("rwx", "xrw"))
    body = cpp(
        """
        std::istringstream words(line);
        std::string range, flags, more;
        if (!(words >> range >> flags) || words >> more) return {};
        const size_t dash = range.find('-');
        auto address = [](const std::string& text) {
          if (text.size() != 6) return -1;
          for (char c : text)
            if (!std::isxdigit(c)) return -1;
          return std::stoi(text, nullptr, 16);
        };
        const int first = address(range.substr(0, dash));
        const int last = dash == std::string::npos ? first : address(range.substr(dash + 1));
        int bits = 0;
        for (char c : flags) {
          const size_t bit = std::string("@modes").find(c);
          if (bit == std::string::npos || bits >> bit & 1) return {};
          bits |= 1 << bit;
        }
        if (first < 0 || last < first) return {};
        return {first, last, bits};
        """,
        modes=modes,
    )

    def oracle(line: str) -> list[int]:
        match = re.fullmatch(rf" *([0-9A-Fa-f]{{6}})(?:-([0-9A-Fa-f]{{6}}))? +([{modes}]+) *", line)
        if not match or len(set(match[3])) < len(match[3]):
            return []
        first = int(match[1], 16)
        last = int(match[2], 16) if match[2] else first
        return [first, last, sum(1 << modes.index(one) for one in match[3])] if last >= first else []

    def given(r: random.Random) -> list[str]:
        a = r.choice((0x7EF36C, 0x008000, r.randrange(1 << 24)))
        b = a + r.choice((0, 1, 0x10, -1))
        flags = "".join(r.sample(modes, r.randrange(1, 4)))
        line = f"{a:06X}{r.choice(('', f'-{b % (1 << 24):06x}'))} {flags}"
        return [
            r.choice(
                (
                    line,
                    line,
                    line,
                    line + "r",
                    line + " x",
                    line[2:],
                    f"  {line} ",
                    line.replace(" ", "  "),
                    f"{a:06X}",
                    line + "q",
                    f"{a:06X}- r",
                )
            )
        ]

    bits = ", ".join(f"{one} {1 << i}" for i, one in enumerate(modes))
    return Made(
        "std::vector<int> @f(const std::string& line)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads a breakpoint from a line such as 7EF36C-7EF36F rw: a 24-bit address of exactly six hexadecimal digits (either case), possibly a dash and a second one, the last address (not below the first), and then, separated by spaces, one or more of the letters r, w and x, none twice. Spaces before and behind are allowed. Return first and last address (equal if there is only one) and the sum of {bits}; for any other text nothing.",
            f'"AAAAAA[-BBBBBB] flags" -> {{first, last, bits}} ({bits}; no letter twice); surrounding blanks ok; malformed: empty',
            f"My debugger stores breakpoints as text: one address or a range (six hex digits each, dash, in order), blanks, the access kinds out of r, w, x without repetition. I want first, last and the flags added up ({bits}), an empty vector if the line is wrong. Extra blanks around the two words don't matter.",
            f"Parse breakpoint lines. Two words: address or range in %06X, end >= start; flags from [{modes}], each at most once ({bits}). Result: three numbers, or none on error.",
        ),
    )


def longest_common_prefix(rng: random.Random) -> Made:
    boundary = rng.random() < 0.5
    wanted = rng.choice(("complete", "groups"))
    if wanted == "complete":
        body = cpp(
            """
            bool any = false;
            std::string common;
            for (const std::string& name : names) {
              if (name.compare(0, typed.size(), typed) != 0) continue;
              if (!any) common = name;
              any = true;
              size_t same = 0;
              while (same < common.size() && same < name.size() && common[same] == name[same]) ++same;
              common.resize(same);
            }
            return any ? common : @none;
            """,
            none="typed" if boundary else '""',
        )
        signature = f"std::string @f({LINES} names, const std::string& typed)"
    else:
        body = cpp(
            """
            std::map<std::string, int> groups;
            for (const std::string& name : names) ++groups[name.substr(0, name.find('_'))];
            std::vector<std::string> result;
            for (const auto& [group, count] : groups)
              if (count >= @least) result.push_back(group + " " + std::to_string(count));
            return result;
            """,
            least=2 if boundary else 1,
        )
        signature = f"std::vector<std::string> @f({LINES} names)"

    def oracle(names: list[str], typed: str = "") -> object:
        if wanted == "groups":
            heads = [one.partition("_")[0] for one in names]
            least = 2 if boundary else 1
            return [f"{one} {heads.count(one)}" for one in sorted(set(heads)) if heads.count(one) >= least]
        fits = [one for one in names if one.startswith(typed)]
        if not fits:
            return typed if boundary else ""
        short = min(fits, key=len)
        return next(short[:n] for n in range(len(short), -1, -1) if all(one.startswith(short[:n]) for one in fits))

    pool = ("Link_Move", "Link_Main", "Link", "Room_Load", "Room_Lights", "nmi", "Room_Link")

    def given(r: random.Random) -> list[object]:
        names = [r.choice(pool) for _ in range(r.randrange(6))]
        return [names, r.choice(("", "L", "Link_M", "Ro", "Room_Li", "x", "nmi"))] if wanted == "complete" else [names]

    if wanted == "complete":
        none = "`typed` itself" if boundary else "an empty text"
        asks = (
            f"Write a function that completes the start of a label as a shell does: of all names that begin with `typed` (upper and lower case matter) return the longest common beginning, or {none} if no name begins so.",
            f"tab completion: longest common prefix of the names that start with `typed`; no match: {none}",
            f"In the goto box, Tab should complete a label as far as it is unambiguous. Return what all labels that start with `typed` have in common at their start; {none} if there are none.",
            f"Common prefix of names matching prefix `typed` (case-sensitive); {none} without a match.",
        )
    else:
        least = "Groups with a single name are left out." if boundary else "Groups with a single name count as well."
        asks = (
            f'Write a function that counts labels by group: the group is the part before the first underscore, or the whole name without one. Return texts such as "Link 12" (group, space, number), sorted by group as std::string compares. {least}',
            f"group labels by prefix before '_': \"Prefix count\" texts, sorted. {least}",
            f"An outline of my labels: Link_Move and Link_Main belong to Link, nmi to nmi. I'd like lines with group and number of labels, in byte order of the groups. {least}",
            f'Histogram of label prefixes (up to the first underscore, else everything) as "prefix n", ascending by prefix. {least}',
        )
    return Made(signature, body, oracle, given, asks)


def memory_map_text(rng: random.Random) -> Made:
    wanted = rng.choice(("gaps", "sizes"))
    body = cpp(
        """
        std::vector<std::string> result;
        char text[64];
        for (size_t i = 0; i < starts.size(); ++i) {
          const int next = i + 1 < starts.size() ? starts[i + 1] : end;
          @line
        }
        return result;
        """,
        line='const int stop = starts[i] + sizes[i];\n  if (stop >= next) continue;\n  snprintf(text, sizeof text, "$%04X-$%04X %d free", stop, next - 1, next - stop);\n  result.push_back(text);'
        if wanted == "gaps"
        else 'snprintf(text, sizeof text, "$%04X-$%04X %s%d", starts[i], starts[i] + sizes[i] - 1, starts[i] + sizes[i] > next ? "!" : "", sizes[i]);\n  result.push_back(text);',
    )

    def oracle(starts: list[int], sizes: list[int], end: int) -> list[str]:
        out = []
        for i, (start, size) in enumerate(zip(starts, sizes, strict=True)):
            following = [*starts, end][i + 1]
            last = start + size - 1
            if wanted == "gaps" and last + 1 < following:
                out.append(f"${last + 1:04X}-${following - 1:04X} {following - last - 1} free")
            elif wanted == "sizes":
                out.append(f"${start:04X}-${last:04X} " + "!" * (last >= following) + str(size))
        return out

    def given(r: random.Random) -> list[object]:
        at, starts, sizes = r.choice((0x0300, 0x1000, 0xF000)), [], []
        for _ in range(r.randrange(6)):
            size = r.randrange(1, 40)
            starts.append(at)
            sizes.append(size)
            at += max(1, size + r.choice((0, 0, 5, 16, -1 if wanted == "sizes" else 0)))
        return [starts, sizes, at + r.choice((0, 0, 32))]

    goal = (
        'for each gap between a block and the next one (or `end`, exclusive) a text such as "$0310-$031F 16 free": first and last free address, number of bytes'
        if wanted == "gaps"
        else 'for each block a text such as "$0310-$031F 16": first and last address, size, with a "!" directly before the size if it reaches beyond the start of the next block (the last one: beyond `end`, which is exclusive)'
    )
    limit = "Blocks do not overlap and end at `end` at the latest" if wanted == "gaps" else "`starts` ascends"
    return Made(
        "std::vector<std::string> @f(const std::vector<uint16_t>& starts, const std::vector<uint16_t>& sizes, int end)",
        body,
        oracle,
        given,
        (
            f"Write a function that describes a memory map. Block i has sizes[i] bytes (1 or more) from starts[i] on, in ascending order. Return {goal}; addresses have four upper-case hexadecimal digits, sizes are decimal. {limit}, and all addresses are below 0x10000.",
            f"memory map lines: {goal}; ascending blocks, sizes >= 1",
            f"RAM report of my build: from the blocks' starts (ascending) and sizes (not 0) I'd like {goal}. Hex in capitals, four digits. {limit}.",
            f"List {goal}. Blocks come sorted, none is empty. {limit}.",
        ),
    )


def numbered_names(rng: random.Random) -> Made:
    sep = rng.choice(("_", ".", "-"))
    wanted = rng.choice(("free", "next"))
    if wanted == "free":
        body = cpp(
            """
            auto taken = [&](const std::string& one) { return std::find(names.begin(), names.end(), one) != names.end(); };
            if (!taken(wanted)) return wanted;
            int number = 2;
            while (taken(wanted + "@sep" + std::to_string(number))) ++number;
            return wanted + "@sep" + std::to_string(number);
            """,
            sep=sep,
        )
    else:
        body = cpp(
            """
            int highest = 0;
            const std::string start = wanted + "@sep";
            for (const std::string& name : names) {
              if (name.compare(0, start.size(), start) != 0) continue;
              const std::string digits = name.substr(start.size());
              if (digits.empty() || digits.size() > 4 || digits[0] == '0') continue;
              if (!std::all_of(digits.begin(), digits.end(), [](char c) { return std::isdigit(c); })) continue;
              highest = std::max(highest, std::stoi(digits));
            }
            return start + std::to_string(highest + 1);
            """,
            sep=sep,
        )

    def oracle(names: list[str], wish: str) -> str:
        if wanted == "free":
            options = [wish] + [f"{wish}{sep}{n}" for n in range(2, len(names) + 3)]
            return next(one for one in options if one not in names)
        numbers = [int(m[1]) for one in names if (m := re.fullmatch(re.escape(wish + sep) + r"([1-9][0-9]{0,3})", one))]
        return f"{wish}{sep}{max(numbers, default=0) + 1}"

    def given(r: random.Random) -> list[object]:
        pool = ["Room", *(f"Room{sep}{n}" for n in (1, 2, 3, 4, 12, "007", "x", "12345")), "Cave", f"Cave{sep}2"]
        return [[r.choice(pool) for _ in range(r.randrange(8))], r.choice(("Room", "Room", "Cave", "Shop"))]

    asks = (
        (
            f'Write a function that makes a new name unique: if `wanted` is not among `names` it is taken as it is, otherwise with "{sep}2" appended, or "{sep}3" and so on, whatever is free first.',
            f"unique name: wanted, wanted{sep}2, wanted{sep}3, ... first that isn't in `names`",
            f"Copying a room needs a name that isn't used yet. Try the wanted one, then with {sep}2, {sep}3 and so on at its end, and return the first free one.",
            f"First of wanted, wanted{sep}2, wanted{sep}3, ... that doesn't occur in the list.",
        )
        if wanted == "free"
        else (
            f'Write a function that returns the next numbered name: of all names of the form `wanted`, "{sep}" and a number from 1 to 9999 without leading zeros, the highest number plus one; with 1 if there is none. Other names do not matter.',
            f'wanted{sep}(max n + 1) over names "wanted{sep}n" (n = 1-9999, no leading zeros); {sep}1 if none',
            f"New rooms are called Room{sep}1, Room{sep}2 and so on (`wanted` is the first part). Which is the next one, one above the highest number in use? Gaps aren't filled; only plain numbers 1-9999 without zeros in front count.",
            f'Next name in a numbered series with prefix `wanted` and "{sep}": highest existing suffix ([1-9][0-9]{{0,3}}) + 1, starting at 1.',
        )
    )
    return Made(f"std::string @f({LINES} names, const std::string& wanted)", body, oracle, given, asks)


def hex_checked_line(rng: random.Random) -> Made:
    form = rng.choice(("srec", "ihex"))
    if form == "ihex":
        body = cpp(
            """
            const char* digits = "0123456789ABCDEF";
            std::vector<uint8_t> bytes{uint8_t(data.size()), uint8_t(address >> 8), uint8_t(address), 0};
            bytes.insert(bytes.end(), data.begin(), data.end());
            uint8_t sum = 0;
            for (uint8_t byte : bytes) sum += byte;
            bytes.push_back(-sum);
            std::string line = ":";
            for (uint8_t byte : bytes) line += {digits[byte >> 4], digits[byte & 15]};
            return line;
            """
        )
    else:
        body = cpp(
            """
            const char* digits = "0123456789ABCDEF";
            std::vector<uint8_t> bytes{uint8_t(data.size() + 3), uint8_t(address >> 8), uint8_t(address)};
            bytes.insert(bytes.end(), data.begin(), data.end());
            uint8_t sum = 0;
            for (uint8_t byte : bytes) sum += byte;
            bytes.push_back(~sum);
            std::string line = "S1";
            for (uint8_t byte : bytes) line += {digits[byte >> 4], digits[byte & 15]};
            return line;
            """
        )

    def oracle(data: list[int], address: int) -> str:
        if form == "ihex":
            record = bytes([len(data)]) + address.to_bytes(2, "big") + b"\0" + bytes(data)
            return ":" + (record + bytes([-sum(record) % 256])).hex().upper()
        record = bytes([len(data) + 3]) + address.to_bytes(2, "big") + bytes(data)
        return "S1" + (record + bytes([255 - sum(record) % 256])).hex().upper()

    layout = (
        "a colon, then as upper-case hex pairs the number of data bytes, the address (high byte first), 00, the data and a check byte that makes the sum of all these bytes 0 modulo 256"
        if form == "ihex"
        else '"S1", then as upper-case hex pairs the number of all bytes that follow (address, data and check byte), the address (high byte first), the data and a check byte: all bits inverted of the sum of the bytes before it (that number included)'
    )
    name = "Intel HEX data record" if form == "ihex" else "Motorola S1 record"
    return Made(
        "std::string @f(const std::vector<uint8_t>& data, uint16_t address)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, 4, 16))), r.choice((0, 0x8000, 0xFFFF, r.randrange(65536)))],
        (
            f"Write a function that makes a {name} of the data (at most 250 bytes): {layout}. No line end.",
            f"{name} for `data` at `address`, upper case, no newline",
            f"My EPROM burner reads {name}s. Build the line: {layout}. There are 250 bytes at most.",
            f"{name} as text: {layout}.",
        ),
    )


RECIPES = (
    sum_of_terms,
    symbols_of_bank,
    moved_symbols,
    clashing_symbols,
    replace_defines,
    include_order,
    local_label_name,
    breakpoints_text,
    longest_common_prefix,
    memory_map_text,
    numbered_names,
    hex_checked_line,
)
