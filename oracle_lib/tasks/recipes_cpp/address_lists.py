"""Lists of addresses and ranges at work: coverage, logs of accesses, nearest ones, watch lists, bank tables, sorted merges."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "addresses"
LONGS = "const std::vector<uint32_t>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def busiest_page(rng: random.Random) -> Made:
    size = rng.choice((0x100, 0x1000))
    wanted = rng.choice(("page", "count"))
    fold = rng.random() < 0.4
    key = f"(one & 0x7FFFFF) / {hexadecimal(size)}" if fold else f"one / {hexadecimal(size)}"
    body = f"std::map<uint32_t, int> counts;\nuint32_t best = 0;\nint most = 0;\nfor (uint32_t one : accesses) ++counts[{key}];\nfor (auto [page, count] : counts) {{\n  if (count <= most) continue;\n  most = count;\n  best = page * {hexadecimal(size)};\n}}\nreturn {'best' if wanted == 'page' else 'most'};"
    if wanted == "count":
        body = f"std::map<uint32_t, int> counts;\nint most = 0;\nfor (uint32_t one : accesses) most = std::max(most, ++counts[{key}]);\nreturn most;"

    def oracle(accesses: list[int]) -> int:
        pages = Counter((one % 0x800000 if fold else one) // size for one in accesses)
        if not pages:
            return 0
        page, count = min(pages.items(), key=lambda item: (-item[1], item[0]))
        return page * size if wanted == "page" else count

    mirror = " Addresses that differ only in bit 23 are the same (it counts as 0)." if fold else ""
    goal = (
        "the first address of the page with the most accesses, the lowest of equal ones (0 without accesses)"
        if wanted == "page"
        else "how many accesses fall into the page that has the most (0 without accesses)"
    )
    return Made(
        f"{'uint32_t' if wanted == 'page' else 'int'} @f({LONGS} accesses)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((0x7E0000, 0x7EF300, 0x808000, 0x008000, 0x7E0010)) + r.choice((0, 5, 0x100, 0xFF))
                for _ in range(r.randrange(9))
            ]
        ],
        (
            f"Write a function that evaluates a log of accessed 24-bit addresses by pages of {hexadecimal(size)} bytes (from multiples of that) and returns {goal}.{mirror}",
            f"accesses per {hexadecimal(size)}-byte page: {goal}.{mirror}",
            f"Where does my hack spend its memory accesses? From a trace of addresses I want {goal}; a page has {hexadecimal(size)} bytes.{mirror}",
            f"Heat map helper: group addresses by {hexadecimal(size)}-byte pages, return {goal}.{mirror}",
        ),
    )


def covered_by_log(rng: random.Random) -> Made:
    wanted = rng.choice(("first", "percent", "missing"))
    body = {
        "first": "const std::set<uint16_t> seen(log.begin(), log.end());\nfor (int at = start; at < end; ++at)\n  if (!seen.count(at)) return at;\nreturn -1;",
        "percent": "const std::set<uint16_t> seen(log.begin(), log.end());\nint count = 0;\nfor (int at = start; at < end; ++at) count += seen.count(at);\nreturn 100 * count / (end - start);",
        "missing": "const std::set<uint16_t> seen(log.begin(), log.end());\nint runs = 0;\nfor (int at = start; at < end; ++at)\n  if (!seen.count(at) && (at == start || seen.count(at - 1))) ++runs;\nreturn runs;",
    }[wanted]

    def oracle(log: list[int], start: int, end: int) -> int:
        left = sorted(set(range(start, end)) - set(log))
        if wanted == "first":
            return left[0] if left else -1
        if wanted == "percent":
            return (end - start - len(left)) * 100 // (end - start)
        return len([one for one in left if one - 1 not in left])

    def given(r: random.Random) -> list[object]:
        start = r.choice((0, 0x8000, 0x8010))
        end = start + r.randrange(1, 14)
        log = [one for one in range(start, end) if r.random() < 0.8] + [end, start + 200]
        r.shuffle(log)
        return [log * r.choice((1, 1, 2)), start, end]

    goal = {
        "first": "the first address of the range that was never executed, or -1 if all were",
        "percent": "the percentage of the range's addresses that were executed, rounded down",
        "missing": "in how many separate pieces the addresses lie that were never executed (0 if there are none)",
    }[wanted]
    return Made(
        f"int @f({WORDS} log, int start, int end)",
        body,
        oracle,
        given,
        (
            f"Write a function for code coverage: `log` has executed 16-bit addresses in any order, with repetitions, also outside of the range. For the range from `start` up to, not including, `end` (at least one address) return {goal}.",
            f"coverage of [start, end), not empty, by the addresses in `log`: {goal}",
            f"Did my test run every byte of this routine? Executed addresses are in `log`, unsorted and often several times. I want {goal}. `end` is exclusive and above `start`.",
            f"Code/data log check for start <= a < end (not empty): {goal}; an address was executed if it is in `log`.",
        ),
    )


def next_breakpoint(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    wrap = rng.random() < 0.5
    sign = "<" if back else ">"
    body = cpp(
        """
        int best = -1, edge = -1;
        for (uint32_t one : places) {
          if (one @sign current && (best < 0 || one @nearer uint32_t(best))) best = one;
          if (edge < 0 || one @nearer uint32_t(edge)) edge = one;
        }
        return @end;
        """,
        sign=sign,
        nearer=">" if back else "<",
        end="best < 0 ? edge : best",
    )
    if not wrap:
        body = f"int best = -1;\nfor (uint32_t one : places)\n  if (one {sign} current && (best < 0 || int(one) {'>' if back else '<'} best)) best = one;\nreturn best;"

    def oracle(places: list[int], current: int) -> int:
        ordered = sorted(places, reverse=back)
        beyond = [one for one in ordered if (one < current if back else one > current)]
        if beyond:
            return beyond[0]
        return ordered[0] if wrap and ordered else -1

    way = "before" if back else "behind"
    which = "largest" if back else "smallest"
    around = (
        f"; behind the last one it goes on at the {'highest' if back else 'lowest'} of all, -1 only if the list is empty"
        if wrap
        else "; -1 if there is none"
    )
    around = around.replace("behind the last one", "if there is none")
    return Made(
        f"int @f({LONGS} places, uint32_t current)",
        body,
        oracle,
        lambda r: [
            [r.choice((0x8000, 0x8010, 0x7EF36C, r.randrange(1 << 24))) for _ in range(r.randrange(5))],
            r.choice((0x8000, 0x8008, 0xFFFFFF, 0, r.randrange(1 << 24))),
        ],
        (
            f'Write a function for a "{"previous" if back else "next"} bookmark" key: from an unsorted list of 24-bit addresses return the nearest one {way} `current`, not `current` itself{around}.',
            f"{which} address {sign} current{around}",
            f"Jump to the {'previous' if back else 'next'} search result: `places` has all of them in any order, the cursor is at `current`. The nearest strictly {way} it{around}.",
            f"{which.capitalize()} element that is {'less' if back else 'greater'} than `current`{around}. Unsorted, repetitions possible.",
        ),
    )


def watch_changes(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Watch", "Variable", "Probe")), (("u16", "offset"), ("u8", "size")))
    n = struct.name
    wanted = rng.choice(("indices", "deltas"))
    body = cpp(
        """
        auto value = [&](const std::vector<uint8_t>& memory, const @n& one) {
          int number = 0;
          for (int i = one.size; i-- > 0;) number = number << 8 | memory[one.offset + i];
          return number;
        };
        std::vector<int> result;
        for (size_t i = 0; i < watches.size(); ++i)
          @step
        return result;
        """,
        n=n,
        step="if (value(before, watches[i]) != value(after, watches[i])) result.push_back(i);"
        if wanted == "indices"
        else "result.push_back(value(after, watches[i]) - value(before, watches[i]));",
    )

    def oracle(before: list[int], after: list[int], watches: list[Record]) -> list[int]:
        out = []
        for i, one in enumerate(watches):
            a, size = vars(one)["offset"], vars(one)["size"]
            if a + size > len(before) or a + size > len(after):
                raise ValueError("outside")
            old, new = (int.from_bytes(bytes(memory[a : a + size]), "little") for memory in (before, after))
            if wanted == "deltas":
                out.append(new - old)
            elif new != old:
                out.append(i)
        return out

    def given(r: random.Random) -> list[object]:
        before = r.randbytes(r.randrange(3, 9))
        after = bytes(one if r.random() < 0.7 else r.randrange(256) for one in before)
        watches = []
        for _ in range(r.randrange(5)):
            size = r.randrange(1, 4)
            watches.append(Record(("offset", "size"), (r.randrange(len(before) - size + 1), size)))
        return [before, after, watches]

    goal = (
        "the indices of the variables whose value differs"
        if wanted == "indices"
        else "for each variable its value afterwards minus its value before"
    )
    return Made(
        f"std::vector<int> @f({BYTES} before, {BYTES} after, const std::vector<{n}>& watches)",
        body,
        oracle,
        given,
        (
            f"Write a function for a watch window: variables are unsigned little-endian numbers of 1 to 3 bytes at given offsets of memory, inside both dumps. Return {goal}, in the order of the list.",
            f"watches (offset, size 1-3, LE unsigned) in two dumps: {goal}",
            f"After each frame I compare RAM with that of the frame before and want {goal}. A variable has `size` bytes (1 to 3), low byte first, unsigned; all lie within the dumps.",
            f"Compare watched variables (unsigned, little-endian, up to three bytes) between `before` and `after`: {goal}.",
        ),
        (struct,),
    )


def bank_table_lookup(rng: random.Random) -> Made:
    count = rng.choice((8, 16))
    unit = 0x10000 // count
    body = cpp(
        """
        const uint8_t bank = banks[address / @unit];
        if (bank == 0xFF) return -1;
        return bank * @unit + address % @unit;
        """,
        unit=hexadecimal(unit),
    )
    back = rng.random() < 0.4
    if back:
        body = cpp(
            """
            std::vector<int> addresses;
            for (int window = 0; window < @count; ++window)
              if (banks[window] != 0xFF && banks[window] == offset / @unit) addresses.push_back(window * @unit + offset % @unit);
            return addresses;
            """,
            count=count,
            unit=hexadecimal(unit),
        )

    def oracle(banks: list[int], value: int) -> object:
        if back:
            own, rest = divmod(value, unit)
            return [i * unit + rest for i, one in enumerate(banks[:count]) if one == own != 255]
        for i, one in enumerate(banks):
            if value in range(i * unit, i * unit + unit):
                return -1 if one == 255 else one * unit + value - i * unit
        raise ValueError("no window")

    def given(r: random.Random) -> list[object]:
        banks = bytes(r.choice((0, 1, 2, 0xFF, 0xFE, r.randrange(256))) for _ in range(count))
        if back:
            return [banks, r.choice((*banks, 3)) * unit + r.randrange(unit)]
        return [banks, r.choice((0, unit - 1, unit, 0xFFFF, r.randrange(65536)))]

    form = f"a mapper divides the 64 KiB address space into {count} windows of {hexadecimal(unit)} bytes; banks[w] is the number of the ROM bank (of this size) shown in window w, 0xFF means that nothing is there"
    asks = (
        (
            f"Write a function that lists where a ROM byte is visible: {form}. Return the 16-bit addresses, ascending, that show the ROM offset `offset`.",
            f"mapper windows ({count} x {hexadecimal(unit)}, banks[w], 0xFF = none): all addresses of ROM offset `offset`, ascending",
            f"Debugger for a mapper cartridge: {form}. At which addresses (low to high) can the byte at `offset` of the ROM be seen now?",
            f"Reverse lookup in a bank table. {form[0].upper() + form[1:]}. Result: every address showing `offset`.",
        )
        if back
        else (
            f"Write a function that translates a 16-bit address to a ROM offset: {form}, and then the result is -1.",
            f"address -> ROM offset through {count} windows of {hexadecimal(unit)} bytes; bank numbers in `banks`, 0xFF = unmapped (-1)",
            f"Emulating a mapper: {form}. Which ROM offset does `address` read? -1 for an empty window.",
            f"Bank table lookup, -1 if unmapped. {form[0].upper() + form[1:]}.",
        )
    )
    return Made(
        f"std::vector<int> @f({BYTES} banks, int offset)" if back else f"int @f({BYTES} banks, uint16_t address)",
        body,
        oracle,
        given,
        asks,
    )


def call_depths(rng: random.Random) -> Made:
    wanted = rng.choice(("deepest", "open", "time"))
    body = {
        "deepest": "int depth = 0, deepest = 0;\nfor (char c : trace) {\n  if (c == 'C') deepest = std::max(deepest, ++depth);\n  if (c == 'R' && depth > 0) --depth;\n}\nreturn deepest;",
        "open": "std::vector<int> open;\nfor (size_t i = 0; i < trace.size(); ++i) {\n  if (trace[i] == 'C') open.push_back(i);\n  if (trace[i] == 'R' && !open.empty()) open.pop_back();\n}\nreturn open;",
        "time": "std::vector<int> steps(1);\nsize_t depth = 0;\nfor (char c : trace) {\n  if (c == 'C' && ++depth == steps.size()) steps.push_back(0);\n  if (c == 'R' && depth > 0) --depth;\n  if (c == '.') ++steps[depth];\n}\nreturn steps;",
    }[wanted]

    def oracle(trace: str) -> object:
        path: list[int] = []
        depths, dots = [0], Counter[int]()
        for i, one in enumerate(trace):
            if one == "C":
                path = [*path, i]
            elif one == "R":
                path = path[:-1]
            else:
                dots[len(path)] += 1
            depths.append(len(path))
        if wanted == "deepest":
            return max(depths)
        return path if wanted == "open" else [dots[i] for i in range(max(depths) + 1)]

    goal = {
        "deepest": "the greatest number of calls that were open at the same time",
        "open": "the positions in the trace of the calls that never returned, ascending",
        "time": "how many steps were done at each depth, from 0 to the deepest one reached",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'deepest' else 'std::vector<int>'} @f(const std::string& trace)",
        body,
        oracle,
        lambda r: ["".join(r.choice("CCR..") for _ in range(r.randrange(14)))],
        (
            f"Write a function that evaluates a trace, in which C is a call, R a return from the latest open call (ignored if none is open) and a dot any other step; no other characters occur. Return {goal}.",
            f'trace of "C" (call), "R" (return, ignored at depth 0), "." (step): {goal}',
            f"My emulator writes a letter for each instruction: C for JSR and JSL, R for RTS and RTL, a dot for everything else. I'd like {goal}. A return without an open call doesn't count.",
            f"Call nesting from a string of C, R and dots: {goal}; surplus R's are skipped.",
        ),
    )


def union_of_marks(rng: random.Random) -> Made:
    mode = rng.choice(("or", "first", "conflict"))
    body = {
        "or": "int changed = 0;\nfor (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {\n  changed += (a[i] | b[i]) != a[i];\n  a[i] |= b[i];\n}\nreturn changed;",
        "first": "int changed = 0;\nfor (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {\n  if (a[i] != 0 || b[i] == 0) continue;\n  a[i] = b[i];\n  ++changed;\n}\nreturn changed;",
        "conflict": "int conflicts = 0;\nfor (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {\n  a[i] |= b[i];\n  conflicts += (a[i] & 1) && (a[i] & 2);\n}\nreturn conflicts;",
    }[mode]

    def oracle(a: list[int], b: list[int]) -> int:
        pairs = list(zip(a, b, strict=False))
        new = [(x or y) if mode == "first" else x + y - (x & y) for x, y in pairs]
        a[: len(pairs)] = new
        if mode == "conflict":
            return sum(one % 4 == 3 for one in new)
        return sum(x != one for (x, _), one in zip(pairs, new, strict=True))

    rule = {
        "or": ("every byte of `a` gets the bits of `b` as well", "how many bytes of `a` changed"),
        "first": ("a byte of `a` that is still 0 takes that of `b`", "how many bytes of `a` changed"),
        "conflict": (
            "every byte of `a` gets the bits of `b` as well",
            "at how many of these offsets both bit 0 (code) and bit 1 (data) are set now",
        ),
    }[mode]
    return Made(
        f"int @f({BUFFER} a, {BYTES} b)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 0, 1, 2, 3, 0x12)) for _ in range(r.randrange(9))) for _ in range(2)],
        (
            f"Write a function that merges two code/data logs, a byte of flags for each ROM byte: {rule[0]}, as far as both reach. `a` keeps its size. Return {rule[1]}.",
            f"merge CDL `b` into `a` over the common length: {rule[0]}; return {rule[1]}",
            f"Two people played with the code/data logger. Put both results together: {rule[0]}. Only offsets that both logs have matter. I want {rule[1]}.",
            f"CDL merge in place; {rule[0]} for all offsets present in both. Result: {rule[1]}.",
        ),
    )


def same_targets(rng: random.Random) -> Made:
    wanted = rng.choice(("groups", "largest"))
    body = cpp(
        """
        std::map<uint16_t, std::vector<int>> users;
        for (size_t i = 0; i < pointers.size(); ++i) users[pointers[i]].push_back(i);
        std::vector<int> result;
        @loop
        return result;
        """,
        loop="for (const auto& [target, list] : users) {\n  if (list.size() < 2) continue;\n  result.insert(result.end(), list.begin(), list.end());\n  result.push_back(-1);\n}"
        if wanted == "groups"
        else "for (const auto& [target, list] : users)\n  if (list.size() > result.size()) result = list;",
    )

    def oracle(pointers: list[int]) -> list[int]:
        groups = [[i for i, one in enumerate(pointers) if one == target] for target in sorted(set(pointers))]
        if wanted == "largest":
            return max(groups, key=len, default=[])
        return [x for group in groups if len(group) > 1 for x in [*group, -1]]

    goal = (
        "for each address that several entries share, lowest address first, the indices of these entries (ascending) and then -1"
        if wanted == "groups"
        else "the indices, ascending, of the entries that share the address used most often (the lowest address of several)"
    )
    return Made(
        f"std::vector<int> @f({WORDS} pointers)",
        body,
        oracle,
        lambda r: [[r.choice((0x8000, 0x8010, 0x9000, 0xFFFF)) for _ in range(r.randrange(8))]],
        (
            f"Write a function that shows which entries of a pointer table share their data, and returns {goal}. An empty table gives nothing.",
            f"{goal}",
            f"Before I edit a room I must know which others use the same data. From the pointer table I need {goal}.",
            f"Shared pointers: {goal}; nothing for an empty table.",
        ),
    )


RECIPES = (
    busiest_page,
    covered_by_log,
    next_breakpoint,
    watch_changes,
    bank_table_lookup,
    call_depths,
    union_of_marks,
    same_targets,
)
