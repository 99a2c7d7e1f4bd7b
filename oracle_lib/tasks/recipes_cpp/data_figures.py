"""Figures about data: medians, ranks with ties, moving means, runs, pivots, majority, outliers, first and all faults."""

import random
from collections import Counter
from fractions import Fraction
from itertools import groupby, pairwise

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "editor logic"
INTS = "const std::vector<int>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _some(r: random.Random, most: int = 9, top: int = 60) -> list[int]:
    return [r.choice((r.randrange(6), r.randrange(top))) for _ in range(r.randrange(most + 1))]


def middle_value(rng: random.Random) -> Made:
    even = rng.choice(("lower", "upper", "mean"))
    empty = rng.choice((0, -1))
    pick = {
        "lower": "values[(values.size() - 1) / 2]",
        "upper": "values[values.size() / 2]",
        "mean": "(values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2",
    }[even]
    body = f"if (values.empty()) return {empty};\nstd::sort(values.begin(), values.end());\nreturn {pick};"

    def oracle(values: list[int]) -> int:
        left = Counter(values)
        while sum(left.values()) > 2:  # take off the ends until one or two remain
            for end in (min, max):
                one = end(+left)
                left[one] -= 1
        rest = sorted(left.elements())
        if not rest:
            return empty
        return {"lower": rest[0], "upper": rest[-1], "mean": sum(rest) // len(rest)}[even]

    rule = {
        "lower": "the lower of the two middle ones",
        "upper": "the upper of the two middle ones",
        "mean": "the mean of the two middle ones, rounded down",
    }[even]
    return Made(
        "int @f(std::vector<uint16_t> values)",
        body,
        oracle,
        lambda r: [_some(r, 9, 60000)],
        (
            f"Write a function that returns the median of a list of words; with an even number of values {rule}. An empty list gives {empty}.",
            f"median, even count: {rule}, empty: {empty}",
            f"What's a typical room size in my hack? The median of these numbers, please. For an even count take {rule}; an empty list gives {empty}.",
            f"Statistics panel: the value in the middle when sorted ({rule} for an even number of values; {empty} if there are none).",
        ),
    )


def moving_mean(rng: random.Random) -> Made:
    width = rng.choice((3, 5, 4))
    edge = rng.choice(("short", "valid")) if width % 2 else "valid"
    half = width // 2
    if edge == "valid":
        body = f"std::vector<int> means;\nfor (size_t i = 0; i + {width} <= values.size(); ++i)\n  means.push_back(std::accumulate(values.begin() + i, values.begin() + i + {width}, 0) / {width});\nreturn means;"
    else:
        body = f"std::vector<int> means;\nconst int size = values.size();\nfor (int i = 0; i < size; ++i) {{\n  int from = std::max(0, i - {half}), to = std::min(size, i + {half + 1});\n  means.push_back(std::accumulate(values.begin() + from, values.begin() + to, 0) / (to - from));\n}}\nreturn means;"

    def oracle(values: list[int]) -> list[int]:
        sums = [sum(values[:i]) for i in range(len(values) + 1)]
        if edge == "valid":
            return [(b - a) // width for a, b in zip(sums, sums[width:], strict=False)]
        out = []
        for i in range(len(values)):
            near = [values[k] for k in range(i - half, i + half + 1) if k in range(len(values))]
            out.append(int(Fraction(sum(near), len(near))))
        return out

    rule = (
        f"one result for each {width} neighbouring values, so {width - 1} fewer than values (none if there are too few)"
        if edge == "valid"
        else f"one result a value: the mean of it and up to {half} neighbour{'s' * (half > 1)} on each side, fewer at the ends"
    )
    return Made(
        f"std::vector<int> @f({BYTES} values)",
        body,
        oracle,
        lambda r: [bytes(_some(r, 10, 256))],
        (
            f"Write a function that smooths a list of bytes by a moving average of {width}: {rule}. Means are rounded down.",
            f"moving average, window {width}, floor; {rule}",
            f"The volume curve of my sample is jagged. I'd like the running mean over {width} values, as whole numbers rounded down; {rule}.",
            f"How do I compute a moving mean (window {width}) in integers? {rule[0].upper() + rule[1:]}; drop the fractions.",
        ),
    )


def ranks_with_ties(rng: random.Random) -> Made:
    kind = rng.choice(("gap", "dense"))
    high = rng.random() < 0.6
    test = ">" if high else "<"
    body = (
        f"std::vector<int> ranks;\nfor (uint16_t score : scores)\n  ranks.push_back(1 + std::count_if(scores.begin(), scores.end(), [&](uint16_t other) {{ return other {test} score; }}));\nreturn ranks;"
        if kind == "gap"
        else f"std::vector<int> ranks;\nfor (uint16_t score : scores) {{\n  std::set<uint16_t> better;\n  for (uint16_t other : scores)\n    if (other {test} score) better.insert(other);\n  ranks.push_back(better.size() + 1);\n}}\nreturn ranks;"
    )

    def oracle(scores: list[int]) -> list[int]:
        order = sorted(scores, reverse=high)
        if kind == "dense":
            order = [one for one, _ in groupby(order)]
        return [order.index(one) + 1 for one in scores]

    rule = (
        "equal ones share a rank, and as many ranks are left out behind them (1, 1, 3)"
        if kind == "gap"
        else "equal ones share a rank, and the next rank follows at once (1, 1, 2)"
    )
    best = "highest" if high else "lowest"
    return Made(
        f"std::vector<int> @f({WORDS} scores)",
        body,
        oracle,
        lambda r: [_some(r, 8, 10)],
        (
            f"Write a function that returns the rank of each score in a list, 1 for the {best}: {rule}.",
            f"ranks, {best} = 1, {rule}",
            f"Race results: times or points in a vector, I want everybody's place. The {best} value is first; {rule}. Keep the order of the input.",
            f"How do I rank with ties? {rule[0].upper() + rule[1:]}; the {best} number gets rank 1; one result per element.",
        ),
    )


def longest_climb(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    wanted = rng.choice(("length", "start", "total"))
    test = ">" if strict else ">="
    body = cpp(
        """
        size_t best = 0, from = 0, start = 0;
        for (size_t i = 0; i < values.size(); ++i) {
          if (i > 0 && !(values[i] @test values[i - 1])) start = i;
          if (i + 1 - start > best) best = i + 1 - start, from = start;
        }
        @ret
        """,
        test=test,
        ret={
            "length": "return best;",
            "start": "return values.empty() ? -1 : static_cast<int>(from);",
            "total": "return values.empty() ? 0 : values[from + best - 1] - values[from];",
        }[wanted],
    )
    if wanted == "length":
        body = body.replace("best = 0, from = 0, start = 0", "best = 0, start = 0").replace(
            "if (i + 1 - start > best) best = i + 1 - start, from = start;", "best = std::max(best, i + 1 - start);"
        )

    def oracle(values: list[int]) -> int:
        parts: list[list[int]] = []
        for one in values:
            if parts and (one > parts[-1][-1] or (one == parts[-1][-1] and not strict)):
                parts[-1].append(one)
            else:
                parts.append([one])
        if not parts:
            return -1 if wanted == "start" else 0
        longest = max(parts, key=len)
        where = (
            parts.index(longest)
            if parts.count(longest) == 1
            else next(i for i, one in enumerate(parts) if len(one) == len(longest))
        )
        return {"length": len(longest), "start": sum(map(len, parts[:where])), "total": longest[-1] - longest[0]}[
            wanted
        ]

    rise = "each value is greater than the one before it" if strict else "no value is less than the one before it"
    goal = {
        "length": "its length (0 for an empty list)",
        "start": "the index at which it starts (-1 for an empty list)",
        "total": "by how much the values rise in it from first to last (0 for an empty list)",
    }[wanted]
    return Made(
        f"int @f({BYTES} values)",
        body,
        oracle,
        lambda r: [bytes(_some(r, 12, 40))],
        (
            f"Write a function that finds the longest stretch of a list in which {rise}, the first of equally long ones, and returns {goal}.",
            f"longest {'strictly increasing' if strict else 'non-decreasing'} contiguous run (first on ties) -> {goal}",
            f"Is this table sorted in parts? Look for the longest run of neighbours where {rise} and tell me {goal}. If several are equally long, the earliest counts.",
            f"Pointer tables often rise. In the bytes given, find the longest piece in which {rise}; of ties the first. Result: {goal}.",
        ),
    )


def majority_vote(rng: random.Random) -> Made:
    share = rng.choice((2, 3))
    strictly = "more than half" if share == 2 else "more than two thirds"
    test = "count * 2 > total" if share == 2 else "count * 3 > total * 2"
    skip = rng.choice((None, 0xFF))
    ignore = f"if (value == {hexadecimal(skip)}) continue;\n  " if skip else ""
    body = f"std::map<int, int> counts;\nint total = 0;\nfor (uint8_t value : values) {{\n  {ignore}++counts[value];\n  ++total;\n}}\nfor (auto [value, count] : counts)\n  if ({test}) return value;\nreturn -1;"

    def oracle(values: list[int]) -> int:
        valid = sorted(one for one in values if one != skip)
        if not valid:
            return -1
        middle = valid[len(valid) // 2]  # only the middle one can have a majority
        return middle if Fraction(valid.count(middle), len(valid)) > Fraction(share - 1, share) else -1

    rest = f" Bytes 0x{skip:02X} mean unknown and are left out altogether." if skip else ""
    return Made(
        f"int @f({BYTES} values)",
        body,
        oracle,
        lambda r: [bytes(r.choice((7, 7, 7, 7, r.randrange(10), skip or 3)) for _ in range(r.randrange(10)))],
        (
            f"Write a function that returns the value that {strictly} of the bytes have, -1 if there is none.{rest}",
            f"value with count > {'1/2' if share == 2 else '2/3'} of all, else -1.{rest}",
            f"Three dumps of a ROM chip and more: at each address I collect the bytes read and want the one that {strictly} agree on. No such byte (or no data): -1.{rest}",
            f"Majority vote over bytes: {strictly} must be equal; otherwise, or for nothing at all, return -1.{rest}",
        ),
    )


def pivot_counts(rng: random.Random) -> Made:
    rows, columns = rng.choice(((3, 4), (4, 3), (2, 5)))
    wanted = rng.choice(("table", "row", "totals"))
    body = cpp(
        """
        std::vector<int> table(@rows * @columns);
        for (size_t i = 0; i + 1 < pairs.size(); i += 2)
          if (pairs[i] < @rows && pairs[i + 1] < @columns) ++table[pairs[i] * @columns + pairs[i + 1]];
        @ret
        """,
        rows=rows,
        columns=columns,
        ret={
            "table": "return table;",
            "row": f"std::vector<int> best;\nfor (int row = 0; row < {rows}; ++row) {{\n  auto first = table.begin() + row * {columns}, most = std::max_element(first, first + {columns});\n  best.push_back(*most ? most - first : -1);\n}}\nreturn best;",
            "totals": f"std::vector<int> sums({columns});\nfor (size_t i = 0; i < table.size(); ++i) sums[i % {columns}] += table[i] > 0;\nreturn sums;",
        }[wanted],
    )

    def oracle(pairs: list[int]) -> list[int]:
        seen = Counter(zip(pairs[::2], pairs[1::2], strict=False))
        grid = [[seen[y, x] for x in range(columns)] for y in range(rows)]
        if wanted == "table":
            return [one for row in grid for one in row]
        if wanted == "row":
            return [row.index(max(row)) if any(row) else -1 for row in grid]
        return [sum(1 for one in column if one) for column in zip(*grid, strict=True)]

    goal = {
        "table": f"how often each combination occurs, {rows} rows (areas) of {columns} counts (kinds), one after the other",
        "row": "for each area the kind that is most frequent there (the lowest of equals), -1 for an area without enemies",
        "totals": "for each kind in how many different areas it occurs",
    }[wanted]
    return Made(
        f"std::vector<int> @f({BYTES} pairs)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.randrange(6 if r.random() < 0.1 else min(rows, columns)) for _ in range(r.choice((0, 1, 8, 13, 20)))
            )
        ],
        (
            f"Write a function that evaluates a list of enemies, two bytes each: area (0 to {rows - 1}) and kind (0 to {columns - 1}). It returns {goal}. Entries out of these ranges and a single byte at the end are ignored.",
            f"(area < {rows}, kind < {columns}) byte pairs -> {goal}; skip invalid",
            f"Enemy statistics by area: from pairs area, kind I want {goal}. There are {rows} areas and {columns} kinds; larger numbers are garbage to be skipped, as is an incomplete pair.",
            f"Cross table of my enemy placements ({rows} areas by {columns} kinds). Input: area byte, kind byte, and so on. Output: {goal}. Ignore anything beyond these limits.",
        ),
    )


def outlier_places(rng: random.Random) -> Made:
    factor = rng.choice((2, 3))
    body = cpp(
        """
        std::vector<int> places;
        if (values.empty()) return places;
        int sum = std::accumulate(values.begin(), values.end(), 0), size = values.size(), spread = 0;
        for (int value : values) spread += std::abs(value * size - sum);
        for (int i = 0; i < size; ++i)
          if (std::abs(values[i] * size - sum) * size > @factor * spread) places.push_back(i);
        return places;
        """,
        factor=factor,
    )

    def oracle(values: list[int]) -> list[int]:
        if not values:
            return []
        mean = Fraction(sum(values), len(values))
        away = [abs(one - mean) for one in values]
        return [i for i, one in enumerate(away) if one > factor * sum(away) / len(away)]

    return Made(
        f"std::vector<int> @f({BYTES} values)",
        body,
        oracle,
        lambda r: [
            bytes(
                [
                    *(r.randrange(20, 30) for _ in range(r.choice((0, *range(4, 12))))),
                    *(r.choice((200, 0, 60)) for _ in range(r.choice((0, 1, 1, 1, 2)))),
                ]
            )
        ],
        (
            f"Write a function that finds the outliers in a list of bytes: the indices, ascending, of the values that are more than {factor} times the mean deviation away from the mean. The mean deviation is the mean of the distances of all values from the mean. Everything is exact, nothing gets rounded.",
            f"|v - mean| > {factor} * mean absolute deviation -> indices; exact arithmetic",
            f"Which enemy has odd stats? List the positions whose distance from the average is greater than {factor} times the average distance. Do it in exact integers (multiply instead of dividing); an empty list has none.",
            f"Outlier check without floating point: mean m, average of |v - m| is d; report every index with |v - m| > {factor} d, compared exactly.",
        ),
    )


def level_faults(rng: random.Random) -> Made:
    width = rng.choice((64, 32))
    most = rng.choice((4, 6))
    wanted = rng.choice(("first", "mask", "counts"))
    returns = "std::array<int, 3>" if wanted == "counts" else "int"
    act = {"first": "return @n;", "mask": "faults |= @m;", "counts": "++faults[@i];"}[wanted]
    lines = []
    for n, test in enumerate(
        (f"records[i] >= {width}", "i > 0 && records[i] < records[i - 3]", "records[i + 2] == 0"), 1
    ):
        lines.append(
            f"  if ({test}) " + act.replace("@n", str(n)).replace("@m", str(1 << (n - 1))).replace("@i", str(n - 1))
        )
    head = {"first": "", "mask": "int faults = 0;\n", "counts": "std::array<int, 3> faults{};\n"}[wanted]
    full = {
        "first": f"\nif (records.size() / 3 > {most}) return 4;",
        "mask": f"\nif (records.size() / 3 > {most}) faults |= 8;",
        "counts": "",
    }[wanted]
    body = (
        head
        + "for (size_t i = 0; i + 2 < records.size(); i += 3) {\n"
        + "\n".join(lines)
        + "\n}"
        + full
        + f"\nreturn {'0' if wanted == 'first' else 'faults'};"
    )

    def oracle(records: list[int]) -> object:
        entries = [records[i : i + 3] for i in range(0, len(records) - 2, 3)]
        found: list[int] = []
        for i, (x, _, kind) in enumerate(entries):
            checks = (x >= width, i > 0 and x < entries[i - 1][0], kind == 0)
            found += [n for n, bad in enumerate(checks, 1) if bad]
        if wanted == "counts":
            return [found.count(n) for n in (1, 2, 3)]
        found += [4] if len(entries) > most else []
        if wanted == "mask":
            return sum({1 << (n - 1) for n in found})
        return found[0] if found else 0

    def given(r: random.Random) -> list[object]:
        xs = sorted(r.randrange(width) for _ in range(r.randrange(most + 2)))
        if xs and r.random() < 0.5:
            xs[r.randrange(len(xs))] = r.choice((width, 0, 5, 255))
        return [
            bytes(p for x in xs for p in (x, r.randrange(256), r.choice((0, *range(1, 9)))))
            + (b"\1" if r.random() < 0.2 else b"")
        ]

    list_ = f"1 x is {width} or more, 2 x is less than in the entry before (they must be sorted), 3 the kind is 0"
    goal = {
        "first": f"the code of the first fault (entry by entry, in an entry the lowest code), 4 if there are no other faults but more than {most} entries, 0 if all is well",
        "mask": f"all kinds of faults as a mask: 1 << (code - 1); code 4 means more than {most} entries",
        "counts": "how often each of the three faults occurs",
    }[wanted]
    return Made(
        f"{returns} @f({BYTES} records)",
        body,
        oracle,
        given,
        (
            f"Write a function that validates the sprite list of a level (three bytes an entry: x, y, kind) and returns {goal}. Faults: {list_}. Bytes that make no whole entry are ignored.",
            f"check [x][y][kind]...: {list_} -> {goal}",
            f"Before saving I check the sprite data. Codes: {list_}. Entries are x, y, kind; leftovers don't count. I need {goal}.",
            f"Level linter: x, y, kind triples; {list_}. Return {goal}; an incomplete entry at the end is skipped.",
        ),
    )


def cumulative_pick(rng: random.Random) -> Made:
    wanted = rng.choice(("share", "needed"))
    percent = rng.choice((50, 80, 90))
    body = cpp(
        """
        std::sort(sizes.rbegin(), sizes.rend());
        const int total = std::accumulate(sizes.begin(), sizes.end(), 0);
        int sum = 0, count = 0;
        @loop
        """,
        loop=(
            f"while (sum * 100 < total * {percent}) sum += sizes[count++];\nreturn count;"
            if wanted == "needed"
            else "for (; count < most && count < static_cast<int>(sizes.size()); ++count) sum += sizes[count];\nreturn total ? sum * 100 / total : 0;"
        ),
    )

    def oracle(sizes: list[int], most: int = 0) -> int:
        left, total = list(sizes), sum(sizes)
        taken: list[int] = []
        while left and (
            Fraction(sum(taken), total or 1) < Fraction(percent, 100) if wanted == "needed" else len(taken) < most
        ):
            if wanted == "needed" and not total:
                break
            taken.append(left.pop(left.index(max(left))))
        return len(taken) if wanted == "needed" else (100 * sum(taken) // total if total else 0)

    goal = (
        f"how many of the largest files it takes to reach at least {percent} percent of the total size together (0 if the total is 0)"
        if wanted == "needed"
        else "how many percent (rounded down) of the total size the `most` largest files take (0 if the total is 0)"
    )
    return Made(
        f"int @f(std::vector<int> sizes{'' if wanted == 'needed' else ', int most'})",
        body,
        oracle,
        lambda r: [
            [r.choice((0, 5, r.randrange(100), r.randrange(3000))) for _ in range(r.randrange(8))],
            *([] if wanted == "needed" else [r.randrange(5)]),
        ],
        (
            f"Write a function that returns {goal}. Sizes are not negative.",
            f"sort descending; {goal}",
            f"What eats the space in my ROM? Given the sizes of all compressed graphics, tell me {goal}.",
            f"Pareto check of block sizes: {goal}. There may be zeros and equal sizes in any order.",
        ),
    )


def series_difference(rng: random.Random) -> Made:
    wanted = rng.choice(("period", "step", "second"))
    if wanted == "period":
        body = "const int size = values.size();\nfor (int period = 1; period < size; ++period) {\n  bool same = true;\n  for (int i = period; i < size; ++i) same &= values[i] == values[i - period];\n  if (same) return period;\n}\nreturn size;"
    elif wanted == "step":
        body = "if (values.size() < 2) return -1;\nconst uint8_t step = values[1] - values[0];\nfor (size_t i = 2; i < values.size(); ++i)\n  if (static_cast<uint8_t>(values[i] - values[i - 1]) != step) return -1;\nreturn step;"
    else:
        body = "for (size_t i = 2; i < values.size(); ++i)\n  if (static_cast<uint8_t>(values[i] - values[i - 1]) != static_cast<uint8_t>(values[1] - values[0])) return i;\nreturn values.size();"

    def oracle(values: list[int]) -> int:
        n = len(values)
        if wanted == "period":
            return next((p for p in range(1, n) if (values[:p] * n)[:n] == values), n)
        gaps = [(b - a) % 256 for a, b in pairwise(values)]
        if wanted == "step":
            return gaps[0] if len(set(gaps)) == 1 else -1
        return next((i + 1 for i, one in enumerate(gaps) if one != gaps[0]), n)

    def given(r: random.Random) -> list[bytes]:
        if wanted == "period":
            part = bytes(r.randrange(3) for _ in range(r.randrange(1, 5)))
            return [(part * 5)[: r.randrange(12)] + (b"\1" if r.random() < 0.3 else b"")]
        start, step = r.randrange(256), r.choice((0, 1, 2, 255, r.randrange(256)))
        out = [(start + step * i) % 256 for i in range(r.randrange(8))]
        if out and r.random() < 0.45:
            out[r.randrange(len(out))] ^= 1
        return [bytes(out)]

    goal = {
        "period": "the length of the shortest pattern whose repetition (the last one perhaps cut off) makes up the whole list; without a shorter one that is the list's own length, 0 for an empty list",
        "step": "by how much each byte grows over the one before it (0 to 255, modulo 256), if that is always the same; otherwise, or with fewer than two bytes, -1",
        "second": "the index of the first byte that breaks the series started by the first two (each byte grows by the same amount modulo 256), or the number of bytes if none does",
    }[wanted]
    return Made(
        f"int @f({BYTES} values)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns {goal}.",
            f"bytes -> {goal}",
            f"I'm looking for regular tables in unknown data. For a list of bytes I need {goal}.",
            f"Pattern detector: return {goal}.",
        ),
    )


def buckets_of_values(rng: random.Random) -> Made:
    wanted = rng.choice(("counts", "labels"))
    limits = sorted(rng.sample(range(8, 200, 4), rng.choice((2, 3))))
    listed = ", ".join(map(str, limits))
    body = f"std::vector<int> counts({len(limits) + 1});\nconst int limits[] = {{{listed}}};\nfor (uint8_t value : values)\n  ++counts[std::upper_bound(std::begin(limits), std::end(limits), value) - std::begin(limits)];\nreturn counts;"
    if wanted == "labels":
        names = [f"<{limits[0]}", *(f"{a}-{b - 1}" for a, b in pairwise(limits)), f"{limits[-1]}+"]
        quoted = ", ".join(f'"{one}"' for one in names)
        body = f'static const char* names[] = {{{quoted}}};\nconst int limits[] = {{{listed}}};\nint counts[{len(names)}] = {{}};\nfor (uint8_t value : values)\n  ++counts[std::upper_bound(std::begin(limits), std::end(limits), value) - std::begin(limits)];\nstd::string text;\nfor (int i = 0; i < {len(names)}; ++i)\n  if (counts[i] > 0) text += (text.empty() ? "" : ", ") + std::string(names[i]) + ": " + std::to_string(counts[i]);\nreturn text;'

    def oracle(values: list[int]) -> object:
        edges = [0, *limits, 256]
        counts = [sum(one in range(a, b) for one in values) for a, b in pairwise(edges)]
        if wanted == "counts":
            return counts
        return ", ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True) if count)

    form = (
        "the counts, lowest class first"
        if wanted == "counts"
        else f'a text like "{names[0]}: 3, {names[-1]}: 1" of the classes that are not empty, lowest first ({", ".join(names)} are their names)'
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'counts' else 'std::string'} @f({BYTES} values)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((limits[0], limits[-1] - 1, limits[-1], r.randrange(256), r.randrange(40)))
                for _ in range(r.randrange(9))
            )
        ],
        (
            f"Write a function that sorts bytes into classes with the limits {listed} (a value equal to a limit belongs to the class above it) and returns {form}.",
            f"bins split at {listed} (limit = upper class) -> {form}",
            f"Overview of enemy health: how many are below {limits[0]}, {'from ' + str(limits[0]) + ' to ' + str(limits[1] - 1) + ', ' if len(limits) == 2 else 'between the further limits, '}and {limits[-1]} or more? Limits {listed}, each starting a new class. Result: {form}.",
            f"Group values by thresholds {listed}; each threshold is the smallest value of its class. I need {form}.",
        ),
    )


def best_of_groups(rng: random.Random) -> Made:
    top = rng.choice((1, 2))
    high = rng.random() < 0.5
    sign = ">" if high else "<"
    body = cpp(
        """
        std::vector<int> order(records.size() / 2), kept;
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return records[a * 2 + 1] @sign records[b * 2 + 1]; });
        std::map<int, int> used;
        for (int i : order)
          if (used[records[i * 2]]++ < @top) kept.push_back(i);
        std::sort(kept.begin(), kept.end());
        return kept;
        """,
        sign=sign,
        top=top,
    )

    def oracle(records: list[int]) -> list[int]:
        groups: dict[int, list[tuple[int, int]]] = {}
        for i in range(len(records) // 2):
            value = records[2 * i + 1]
            groups.setdefault(records[2 * i], []).append((-value if high else value, i))
        return sorted(i for members in groups.values() for _, i in sorted(members)[:top])

    best = f"{'highest' if high else 'lowest'} {'value' if top == 1 else f'{top} values'}"
    return Made(
        f"std::vector<int> @f({BYTES} records)",
        body,
        oracle,
        lambda r: [
            bytes(
                r.choice((r.randrange(3), r.randrange(3))) if i % 2 == 0 else r.randrange(8)
                for i in range(r.randrange(18))
            )
        ],
        (
            f"Write a function that keeps of each group the entries with the {best} (all if it has fewer). An entry is two bytes, group and value; of equal values the earlier entry is preferred. Return the numbers of the kept entries, ascending; an odd byte at the end is ignored.",
            f"(group, value) pairs: indices of the {'max' if high else 'min'} {top} per group, earlier first on ties, sorted ascending",
            f"Leaderboard per level: byte pairs level, score. Which entries stay if I keep only the {best} of every level? On ties the earlier one wins. Entry numbers in ascending order.",
            f"How do I select the top {top} per key? Pairs (key, value), {'larger' if high else 'smaller'} is better, stable; result: positions of the selected pairs in order of the list.",
        ),
    )


RECIPES = (
    middle_value,
    moving_mean,
    ranks_with_ties,
    longest_climb,
    majority_vote,
    pivot_counts,
    outlier_places,
    level_faults,
    cumulative_pick,
    series_difference,
    buckets_of_values,
    best_of_groups,
)
