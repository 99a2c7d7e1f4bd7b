"""What every editor needs: free space, ranges, undo, selections, sorted tables, labels, settings, statistics."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "ROM layout"
_RANGE = Struct("Range", (("u32", "start"), ("u32", "end")))
_RANGES = "const std::vector<Range>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _range(start: int, end: int) -> Record:
    return Record(("start", "end"), (start, end))


def _ends(one: Record) -> tuple[int, int]:
    """The two fields of a record that has two."""
    first, second = vars(one).values()
    return first, second


def _some_ranges(r: random.Random, most: int = 7) -> list[Record]:
    found = []
    for _ in range(r.randrange(0, most)):
        start = r.randrange(40)
        found.append(_range(start, start + r.choice((1, 2, 5, 10))))
    return found


def merge_ranges(rng: random.Random) -> Made:
    touching = rng.random() < 0.5
    test = "<=" if touching else "<"
    body = f"std::vector<Range> sorted = ranges;\nstd::sort(sorted.begin(), sorted.end(), [](const Range& a, const Range& b) {{ return a.start < b.start; }});\nstd::vector<Range> merged;\nfor (const Range& range : sorted) {{\n  if (!merged.empty() && range.start {test} merged.back().end) merged.back().end = std::max(merged.back().end, range.end);\n  else merged.push_back(range);\n}}\nreturn merged;"

    def oracle(ranges: list[Record]) -> list[Record]:
        out: list[list[int]] = []
        for start, end in sorted(map(_ends, ranges)):
            if out and (start < out[-1][1] or (touching and start == out[-1][1])):
                out[-1][1] = max(out[-1][1], end)
            else:
                out.append([start, end])
        return [_range(*one) for one in out]

    rule = (
        "that overlap or touch (one ends where the other starts)"
        if touching
        else "that overlap; ranges that merely touch stay apart"
    )
    return Made(
        f"std::vector<Range> @f({_RANGES} ranges)",
        body,
        oracle,
        lambda r: [_some_ranges(r)],
        (
            f"Write a function that merges ranges {rule}, and returns the result sorted by start. A range goes from `start` up to, not including, `end` and is never empty; the input is in no order.",
            f"How do I normalise a list of used ROM areas? Half-open ranges [start, end), none empty, unsorted; join those {rule}. Ascending result.",
            f"sort by start; join while next.start {test} current.end",
            f"My free-space map collects areas as the user marks them. Clean it up: merge areas {rule}; lowest first. `end` is the first byte that is no longer part.",
        ),
        (_RANGE,),
    )


def gaps_between(rng: random.Random) -> Made:
    least = rng.choice((1, 1, 2, 4))
    body = cpp(
        """
        std::vector<Range> gaps;
        uint32_t at = 0;
        for (const Range& range : used) {
          if (range.start >= at + @least) gaps.push_back({at, range.start});
          at = range.end;
        }
        if (size >= at + @least) gaps.push_back({at, size});
        return gaps;
        """,
        least=least,
    )

    def oracle(used: list[Record], size: int) -> list[Record]:
        taken = {place for one in used for place in range(*_ends(one))}
        gaps = []
        for free, group in itertools.groupby(range(size), lambda place: place not in taken):
            places = list(group)
            if free and len(places) >= least:
                gaps.append(_range(places[0], places[-1] + 1))
        return gaps

    def given(r: random.Random) -> list[object]:
        at, used = 0, []
        for _ in range(r.randrange(0, 6)):
            start = at + r.randrange(0, 7)
            at = start + r.randrange(1, 9)
            used.append(_range(start, at))
        return [used, at + r.randrange(0, 7)]

    minimum = f" Gaps of fewer than {least} bytes are left out." if least > 1 else ""
    return Made(
        f"std::vector<Range> @f({_RANGES} used, uint32_t size)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns the unused ranges of a ROM of `size` bytes. `used` is sorted, its ranges [start, end) are not empty, do not overlap and lie inside the ROM, but may touch.{minimum} The result is ascending, without empty ranges.",
            f"How do I get the free areas from a sorted list of used ones? Everything from 0 to `size` that no range [start, end) covers; used ranges never overlap, touching ones leave no gap.{minimum}",
            f"complement of `used` in [0, size), as [start, end) ranges of at least {least} byte{'s' * (least > 1)}",
            f'"Show free space": my editor knows which ranges are occupied (in order, disjoint, maybe adjacent; `end` is one past the last byte). List what is left of the file.{minimum}',
        ),
        (_RANGE,),
    )


def allocate(rng: random.Random) -> Made:
    strategy = rng.choice(("first", "best"))
    align = rng.choice((1, 1, 2, 4))
    up = f"(free[i].start + {align - 1}) / {align} * {align}" if align > 1 else "free[i].start"
    if strategy == "first":
        body = f"for (size_t i = 0; i < free.size(); ++i) {{\n  uint32_t start = {up};\n  if (start + length <= free[i].end) return static_cast<int>(start);\n}}\nreturn -1;"
    else:
        body = f"int best = -1;\nuint32_t least = 0;\nfor (size_t i = 0; i < free.size(); ++i) {{\n  uint32_t start = {up}, size = free[i].end - free[i].start;\n  if (start + length <= free[i].end && (best < 0 || size < least)) best = static_cast<int>(start), least = size;\n}}\nreturn best;"

    def oracle(free: list[Record], length: int) -> int:
        fits = []
        for place, (start, end) in enumerate(map(_ends, free)):
            at = start + (-start) % align
            if end - at >= length:
                fits.append((end - start if strategy == "best" else 0, place, at))
        return min(fits)[2] if fits else -1

    def given(r: random.Random) -> list[object]:
        at, free = 0, []
        for _ in range(r.randrange(0, 6)):
            start = at + r.randrange(1, 7)
            at = start + r.randrange(1, 14)
            free.append(_range(start, at))
        return [free, r.randrange(1, 10)]

    rule = (
        "the first range in the list that has room"
        if strategy == "first"
        else "the smallest range that has room (the first of equally large ones)"
    )
    aligned = (
        f" The block must start at a multiple of {align}, so skip up to {align - 1} bytes at the start of a range."
        if align > 1
        else ""
    )
    return Made(
        f"int @f({_RANGES} free, uint32_t length)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds a place for `length` bytes in a list of free ranges [start, end): {rule}, and there as low as possible.{aligned} Return its offset or -1 if it fits nowhere.",
            f"How do I choose free space, {strategy} fit? Half-open ranges; take {rule}.{aligned} The answer is an offset, -1 when there is no room. length is at least 1.",
            f"{strategy} fit{f', aligned to {align}' if align > 1 else ''}: offset or -1; rule: {rule}",
            f"Inserting a new routine needs a home of `length` (1 or more) bytes. Take {rule}.{aligned} `end` does not belong to a range. -1 tells me to expand the ROM.",
        ),
        (_RANGE,),
    )


def covered_ranges(rng: random.Random) -> Made:
    what = rng.choice(("subtract", "intersect", "total"))
    if what == "subtract":
        signature = f"std::vector<Range> @f({_RANGES} ranges, uint32_t start, uint32_t end)"
        body = "std::vector<Range> left;\nfor (const Range& range : ranges) {\n  uint32_t before = std::min(range.end, start), after = std::max(range.start, end);\n  if (range.start < before) left.push_back({range.start, before});\n  if (after < range.end) left.push_back({after, range.end});\n}\nreturn left;"
        said = "what is left of each range, in order, once [start, end) is taken out of it; a range may vanish or fall into two parts (the lower first)"
    elif what == "intersect":
        signature = f"std::vector<Range> @f({_RANGES} ranges, uint32_t start, uint32_t end)"
        body = "std::vector<Range> inside;\nfor (const Range& range : ranges) {\n  uint32_t low = std::max(range.start, start), high = std::min(range.end, end);\n  if (low < high) inside.push_back({low, high});\n}\nreturn inside;"
        said = "the part of each range that lies in [start, end), in order; ranges without such a part are left out"
    else:
        signature = f"uint32_t @f({_RANGES} ranges, uint32_t start, uint32_t end)"
        body = "uint32_t total = 0;\nfor (const Range& range : ranges) {\n  uint32_t low = std::max(range.start, start), high = std::min(range.end, end);\n  if (low < high) total += high - low;\n}\nreturn total;"
        said = "how many bytes of [start, end) the ranges cover; where ranges overlap, each counts on its own"

    def oracle(ranges: list[Record], start: int, end: int) -> object:
        cut = set(range(start, end))
        out: list[Record] = []
        total = 0
        for low, high in map(_ends, ranges):
            kept = [place for place in range(low, high) if (place in cut) == (what != "subtract")]
            total += len(kept)
            for _, group in itertools.groupby(enumerate(kept), lambda pair: pair[1] - pair[0]):
                places = [place for _, place in group]
                out.append(_range(places[0], places[-1] + 1))
        return total if what == "total" else out

    def given(r: random.Random) -> list[object]:
        start = r.randrange(40)
        return [_some_ranges(r), start, start + r.randrange(1, 20)]

    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that returns {said}. All ranges are half-open and not empty; start is below end.",
            f"How do I work with half-open ranges [start, end) (none empty, `start` < `end`)? I need {said}.",
            {
                "subtract": "each r in ranges -> r \\ [start, end)",
                "intersect": "each r in ranges -> r intersected with [start, end), if not empty",
                "total": "sum over ranges of max(0, min(r.end, end) - max(r.start, start))",
            }[what]
            + ", input order",
            f"The memory map window deals in areas whose `end` is exclusive. Please compute {said}. No area is empty.",
        ),
        (_RANGE,),
    )


def runs_of_value(rng: random.Random) -> Made:
    value = rng.choice((0xFF, 0x00, 0xFF, 0xEA))
    least = rng.choice((2, 3, 4, 8))
    body = cpp(
        """
        std::vector<Range> found;
        for (uint32_t at = 0; at < rom.size();) {
          uint32_t end = at;
          while (end < rom.size() && rom[end] == @value) ++end;
          if (end - at >= @least) found.push_back({at, end});
          at = end + 1;
        }
        return found;
        """,
        value=hexadecimal(value),
        least=least,
    )

    def oracle(rom: list[int]) -> list[Record]:
        out, at = [], 0
        for byte, group in itertools.groupby(rom):
            size = len(list(group))
            if byte == value and size >= least:
                out.append(_range(at, at + size))
            at += size
        return out

    return Made(
        f"std::vector<Range> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [
            b"".join(
                bytes([r.choice((value, value, 1, value ^ 1))]) * r.choice((1, 2, least - 1, least, least + 3))
                for _ in range(r.randrange(0, 9))
            )
        ],
        (
            f"Write a function that lists all runs of at least {least} bytes {hexadecimal(value)} in a ROM, ascending, as ranges from the first byte of the run to one past its last.",
            f"How do I scan for free space? Every maximal stretch of {hexadecimal(value)} that is {least} bytes or longer, as half-open ranges in order.",
            f"maximal [start, end) with rom[i] == {hexadecimal(value)}, end - start >= {least}",
            f"Unused parts of this ROM are filled with {hexadecimal(value)}. List those of {least} or more bytes for my free-space dialog; `end` is exclusive and runs are as long as possible.",
        ),
        (_RANGE,),
    )


def undo_position(rng: random.Random) -> Made:
    limit = rng.choice((4, 5, 8, 10))
    body = cpp(
        """
        std::vector<int> done, undone;
        for (int action : actions) {
          if (action > 0) {
            done.push_back(action);
            undone.clear();
            if (done.size() > @limit) done.erase(done.begin());
          } else if (action == 0 && !done.empty()) {
            undone.push_back(done.back());
            done.pop_back();
          } else if (action < 0 && !undone.empty()) {
            done.push_back(undone.back());
            undone.pop_back();
          }
        }
        return done;
        """,
        limit=limit,
    )

    def oracle(actions: list[int]) -> list[int]:
        history: list[int] = []
        at = 0
        for action in actions:
            if action > 0:
                history = [*history[:at], action][-limit:]
                at = len(history)
            elif action == 0:
                at = max(at - 1, 0)
            else:
                at = min(at + 1, len(history))
        return history[:at]

    return Made(
        "std::vector<int> @f(const std::vector<int>& actions)",
        body,
        oracle,
        lambda r: [[r.choice((r.randrange(1, 100), r.randrange(1, 100), 0, 0, -1)) for _ in range(r.randrange(0, 24))]],
        (
            f"Write a function that replays an editor's history and returns the edits in effect at the end, oldest first. A positive number is a new edit: it is done and all undone edits are forgotten; if more than {limit} are done then, the oldest is forgotten (it can no longer be undone and is not returned). 0 undoes the last done edit, -1 redoes the edit undone last; where there is none, nothing happens.",
            f"How do I model undo/redo with a limit of {limit}? Input: n > 0 = do edit n (drops the redo list; beyond {limit} done edits the oldest one is dropped), 0 = undo, -1 = redo; undo or redo without anything to do is ignored. Output: the done list from old to new.",
            f"done, undone stacks; n > 0: push, clear undone, keep the last {limit}; 0: done -> undone; -1: undone -> done; result: done",
            f"To test my undo stack (at most {limit} steps) I feed it action codes: edits have positive ids, 0 is Ctrl+Z, -1 is Ctrl+Y. A new edit kills the redo list; when there are too many, the oldest falls out for good. Which ids remain applied, in order?",
        ),
    )


def find_label(rng: random.Random) -> Made:
    form = rng.choice(("index", "distance"))
    label = Struct("Label", (("u32", "address"), ("u16", "id")))
    far = rng.choice((0, 0x10, 0x40)) if form == "index" else 0
    reach = f" || address - it->address > {hexadecimal(far)}" if far else ""
    result = "it->id" if form == "index" else "static_cast<int>(address - it->address)"
    body = f"auto it = std::upper_bound(labels.begin(), labels.end(), address, [](uint32_t value, const Label& label) {{ return value < label.address; }});\nif (it == labels.begin()) return -1;\n--it;\n{f'if (address - it->address > {hexadecimal(far)}) return -1;' if reach else ''}\nreturn {result};".replace(
        "\n\n", "\n"
    )

    def oracle(labels: list[Record], address: int) -> int:
        below = [one for one in labels if vars(one)["address"] <= address]
        if not below:
            return -1
        place, number = _ends(below[-1])
        if far and address - place > far:
            return -1
        return number if form == "index" else address - place

    def given(r: random.Random) -> list[object]:
        places = sorted(r.sample(range(0x8000, 0x8100), r.randrange(0, 8)))
        labels = [Record(("address", "id"), (place, r.randrange(1000))) for place in places]
        return [labels, r.choice((r.randrange(0x7FF0, 0x8110), *(places or [0x8000])))]

    limit = f" if it is at most {hexadecimal(far)} bytes away" if far else ""
    wanted = f"the id of that label{limit}" if form == "index" else "how many bytes behind the label the address is"
    return Made(
        "int @f(const std::vector<Label>& labels, uint32_t address)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the last label at or before `address` and returns {wanted}; -1 if there is none{' (or none so near)' if far else ''}. The labels are sorted by address, no two have the same.",
            f"How do I name an address by the nearest label below it? Sorted labels with distinct addresses; take the greatest address <= `address` and give {wanted}, else -1.",
            f"L = max label with L.address <= address; result: {wanted}; none: -1",
            f"My disassembly view prints addresses relative to symbols. The table is sorted without duplicates; an exact hit counts as well. I need {wanted}, and -1 where no label fits.",
        ),
        (label,),
    )


def recent_files(rng: random.Random) -> Made:
    most = rng.choice((3, 4, 5, 8))
    body = f"recent.erase(std::remove(recent.begin(), recent.end(), id), recent.end());\nrecent.insert(recent.begin(), id);\nif (recent.size() > {most}) recent.resize({most});"

    def oracle(recent: list[int], number: int) -> None:
        recent[:] = ([number] + [one for one in recent if one != number])[:most]

    def given(r: random.Random) -> list[object]:
        ids = r.sample(range(20), r.randrange(0, most + 1))
        return [ids, r.choice((*ids, r.randrange(20)))]

    thing = rng.choice(("recently used tiles", "recently opened ROMs", "last visited rooms"))
    return Made(
        f"void @f({BUFFER} recent, uint8_t id)",
        body,
        oracle,
        given,
        (
            f"Write a function that updates a list of {thing}: `id` goes to the front, an older entry with the same id is removed, and only the first {most} entries are kept.",
            f"How do I keep a most-recently-used list of {most} entries? Move or insert `id` at index 0; ids are unique; drop what falls off the end.",
            f"recent = ([id] + recent without id)[0..{most})",
            f"My editor remembers the {thing}, newest first and at most {most}. Call this when one is used (again).",
        ),
    )


def sort_entries(rng: random.Random) -> Made:
    entry = Struct("Entry", (("u8", "kind"), ("u16", "value")))
    keys = rng.choice((("kind", "value"), ("value", "kind"), ("kind", ""), ("value", "")))
    down = rng.random() < 0.5
    first, second = keys
    sign = ">" if down else "<"
    if second:
        compare = f"if (a.{first} != b.{first}) return a.{first} {sign} b.{first};\n  return a.{second} < b.{second};"
    else:
        compare = f"return a.{first} {sign} b.{first};"
    body = f"std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {{\n  {compare}\n}});\nreturn entries;"
    names = ("kind", "value")

    def oracle(entries: list[Record]) -> list[Record]:
        rows = list(entries)
        if second:
            rows.sort(key=lambda one: vars(one)[second])
        rows.sort(key=lambda one: -vars(one)[first] if down else vars(one)[first])
        return rows

    order = "from large to small" if down else "from small to large"
    then = f"; equal ones by `{second}` from small to large" if second else "; equal ones stay in their order"
    return Made(
        "std::vector<Entry> @f(std::vector<Entry> entries)",
        body,
        oracle,
        lambda r: [
            [Record(names, (r.randrange(4), r.choice((1, 2, r.randrange(1000))))) for _ in range(r.randrange(0, 9))]
        ],
        (
            f"Write a function that returns the entries sorted by `{first}` {order}{then}.",
            f"How do I sort a table by the column `{first}` ({order}){then}?",
            f"sort key: {'-' if down else ''}{first}{', ' + second if second else ' (stable)'}",
            f"Clicking on a column header of my item list sorts it by `{first}`, {order}{then}. Return the new list.",
        ),
        (entry,),
    )


def histogram(rng: random.Random) -> Made:
    bins = rng.choice((4, 8, 16))
    size = 256 // bins
    what = rng.choice(("bins", "nibble", "top"))
    if what == "bins":
        signature, body = (
            f"std::array<int, {bins}> @f({BYTES} data)",
            f"std::array<int, {bins}> counts{{}};\nfor (uint8_t byte : data) ++counts[byte / {size}];\nreturn counts;",
        )
        said = (
            f"counts bytes in {bins} classes of {size} values each (class 0 has 0 to {size - 1}) and returns the counts"
        )
    elif what == "nibble":
        low = rng.random() < 0.5
        signature, body = (
            f"std::array<int, 16> @f({BYTES} data)",
            f"std::array<int, 16> counts{{}};\nfor (uint8_t byte : data) ++counts[{'byte & 15' if low else 'byte >> 4'}];\nreturn counts;",
        )
        said = f"counts how often each value of the {'lower' if low else 'upper'} four bits occurs"
    else:
        signature, body = (
            f"std::vector<uint8_t> @f({BYTES} data)",
            f"std::array<int, 256> counts{{}};\nfor (uint8_t byte : data) ++counts[byte];\nstd::vector<uint8_t> values;\nfor (int value = 0; value < 256; ++value)\n  if (counts[value] > 0) values.push_back(value);\nstd::stable_sort(values.begin(), values.end(), [&](uint8_t a, uint8_t b) {{ return counts[a] > counts[b]; }});\nif (values.size() > {bins}) values.resize({bins});\nreturn values;",
        )
        said = f"returns the {bins} most frequent byte values (fewer if fewer occur), the most frequent first, equally frequent ones in ascending order"

    def oracle(data: list[int]) -> list[int]:
        if what == "top":
            return sorted(set(data), key=lambda one: (-data.count(one), one))[:bins]
        keys = (
            [byte // size for byte in data] if what == "bins" else [byte % 16 if low else byte // 16 for byte in data]
        )
        return [keys.count(key) for key in range(bins if what == "bins" else 16)]

    return Made(
        signature,
        body,
        oracle,
        lambda r: [[r.choice((r.randrange(256), r.randrange(4) * 3, 0xFF)) for _ in range(r.randrange(0, 40))]],
        (
            f"Write a function that {said}.",
            f"How do I get byte statistics of a block? I need a function that {said}.",
            {
                "bins": f"counts[b / {size}]++ for each byte b",
                "nibble": "counts[nibble]++ for each byte, nibble as said: it " + said,
                "top": f"values by (-count, value), first {bins} with count > 0",
            }[what],
            f"The statistics panel draws a bar chart of the selected bytes. It {said}.",
        ),
    )


def bookmarks_shift(rng: random.Random) -> Made:
    insert = rng.random() < 0.5
    if insert:
        body = "for (uint16_t& mark : marks)\n  if (mark >= at) mark += count;\nreturn marks;"
        said = "`count` bytes were inserted at `at`: marks at or behind it move up by `count`"
    else:
        body = "std::vector<uint16_t> kept;\nfor (uint16_t mark : marks) {\n  if (mark < at) kept.push_back(mark);\n  else if (mark >= at + count) kept.push_back(mark - count);\n}\nreturn kept;"
        said = "`count` bytes were deleted from `at` on: marks inside the deleted part vanish, later ones move down by `count`"

    def oracle(marks: list[int], at: int, count: int) -> list[int]:
        if insert:
            return [mark + (count if mark >= at else 0) for mark in marks]
        return [mark if mark < at else mark - count for mark in marks if not at <= mark < at + count]

    return Made(
        "std::vector<uint16_t> @f(std::vector<uint16_t> marks, uint16_t at, uint16_t count)",
        body,
        oracle,
        lambda r: [[r.randrange(60) for _ in range(r.randrange(0, 9))], r.randrange(60), r.randrange(1, 12)],
        (
            f"Write a function that adjusts bookmarks, given as offsets in any order, after an edit: {said}. Keep their order; sums stay below 65536.",
            f"How do I keep bookmarks in place when the data change? {said[0].upper() + said[1:]}. Others stay; the order is kept; no overflow occurs.",
            (
                "mark >= at: mark + count"
                if insert
                else "at <= mark < at + count: removed; mark >= at + count: mark - count"
            )
            + "; else unchanged, order kept",
            f"In my hex editor {said}. Return the new list in the same order (nothing exceeds 16 bits).",
        ),
    )


def selection_text(rng: random.Random) -> Made:
    sep = rng.choice((", ", " ", ";"))
    dash = rng.choice(("-", "..", "~"))
    short = rng.random() < 0.4
    pair = (
        f'if (end == start + 1) text += "{sep}" + std::to_string(end);\n  else if (end > start) text += "{dash}" + std::to_string(end);'
        if short
        else f'if (end > start) text += "{dash}" + std::to_string(end);'
    )
    body = f'std::string text;\nfor (size_t i = 0; i < numbers.size(); ++i) {{\n  int start = numbers[i], end = start;\n  while (i + 1 < numbers.size() && numbers[i + 1] == end + 1) end = numbers[++i];\n  if (!text.empty()) text += "{sep}";\n  text += std::to_string(start);\n  {pair}\n}}\nreturn text;'

    def oracle(numbers: list[int]) -> str:
        parts = []
        for _, group in itertools.groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
            run = [number for _, number in group]
            if len(run) == 1:
                parts.append(str(run[0]))
            elif len(run) == 2 and short:
                parts += map(str, run)
            else:
                parts.append(f"{run[0]}{dash}{run[-1]}")
        return sep.join(parts)

    two = "Two numbers in a row are written singly; three or more" if short else "Two or more numbers in a row"
    return Made(
        f"std::string @f({WORDS} numbers)",
        body,
        oracle,
        lambda r: [sorted(r.sample(range(24), r.randrange(0, 13)))],
        (
            f'Write a function that prints ascending numbers (no repetitions) in short form. {two} become "first{dash}last"; the parts are separated by "{sep}". Decimal; no numbers give an empty string.',
            f'How do I show a selection like "1{dash}4{sep}7"? The numbers come sorted and distinct. {two} are a range "a{dash}b", joined with "{sep}".',
            f'runs of consecutive numbers -> "a{dash}b"{" (if 3 or more)" if short else ""}, join by "{sep}"',
            f'The caption above the room list sums up which rooms are selected: "0{dash}3{sep}9". {two} are contracted; numbers are sorted, each only once; decimal.',
        ),
    )


def progress_bar(rng: random.Random) -> Made:
    width = rng.choice((10, 16, 20))
    full, empty = rng.choice((("#", "."), ("=", " "), ("*", "-")))
    up = rng.random() < 0.4
    count = f"(done * {width} + total - 1) / total" if up else f"done * {width} / total"
    percent = rng.random() < 0.5
    tail = ' + " " + std::to_string(done * 100 / total) + "%"' if percent else ""
    body = f"int filled = {count};\nreturn \"[\" + std::string(filled, '{full}') + std::string({width} - filled, '{empty}') + \"]\"{tail};"

    def oracle(done: int, total: int) -> str:
        filled = -(-done * width // total) if up else done * width // total
        bar = full * min(filled, width) + empty * (width - filled)
        return f"[{bar}]" + (f" {done * 100 // total}%" if percent else "")

    def given(r: random.Random) -> list[int]:
        total = r.randrange(1, 400)
        return [r.choice((0, total, 1, total - 1, r.randrange(total + 1), r.randrange(total + 1))), total]

    after = ', then a space and the percentage rounded down, such as "37%"' if percent else ""
    rounding = "rounded up" if up else "rounded down"
    return Made(
        "std::string @f(int done, int total)",
        body,
        oracle,
        given,
        (
            f"Write a function that draws a progress bar: \"[\", {width} characters, \"]\"{after}. Of the characters, done * {width} / total ({rounding}) are '{full}', the rest '{empty}'. 0 <= done <= total, total is at least 1.",
            f"How do I print progress as text with {width} cells? '{full}' for the done part ({rounding}), '{empty}' for the rest, in square brackets{after}.",
            f"\"[\" + '{full}' * k + '{empty}' * ({width} - k) + \"]\"{' + percent' if percent else ''}, k = done * {width} / total {rounding}{after}",
            f"My command-line packer shows how far it is: {width} cells between brackets, filled with '{full}' in proportion ({rounding}) and '{empty}' behind{after}. `total` is positive and `done` never exceeds it.",
        ),
    )


def parse_setting(rng: random.Random) -> Made:
    mark = rng.choice(("=", ":", "="))
    comment = rng.choice((";", "#"))
    body = f"size_t at = 0;\nwhile (at < text.size()) {{\n  size_t end = std::min(text.find('\\n', at), text.size());\n  std::string line = text.substr(at, end - at);\n  size_t sign = line.find('{mark}');\n  if (line[0] != '{comment}' && sign != std::string::npos && line.substr(0, sign) == key) return line.substr(sign + 1);\n  at = end + 1;\n}}\nreturn \"\";"

    def oracle(text: str, key: str) -> str:
        for line in text.split("\n"):
            name, sign, value = line.partition(mark)
            if sign and not line.startswith(comment) and name == key:
                return value
        return ""

    def given(r: random.Random) -> list[str]:
        keys = ["rom", "lang", "zoom", comment + "rom"]
        lines = [
            r.choice((f"{r.choice(keys)}{mark}{r.choice(('a', 'b=c', '12', '', 'x:y'))}", "", "rom", comment + " note"))
            for _ in range(r.randrange(0, 7))
        ]
        return ["\n".join(lines) + r.choice(("", "\n")), r.choice(("rom", "lang", "zoom"))]

    return Made(
        "std::string @f(const std::string& text, const std::string& key)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks up a setting in a text of lines key{mark}value (separated by '\\n'). Return what follows the first '{mark}' of the first line whose part before it is exactly `key`; lines starting with '{comment}' and lines without '{mark}' are skipped. Nothing found: an empty string.",
            f"How do I read a value from a simple config file? Lines \"key{mark}value\", '{comment}' in the first column is a comment, no trimming of spaces, first match wins, missing keys give \"\". The value may contain '{mark}'.",
            f"for line in lines: not '{comment}...' and before first '{mark}' == key -> rest of the line; default \"\"",
            f"My editor keeps its options as key{mark}value, one a line, with comment lines beginning with '{comment}'. Get the value of `key`, exactly as it stands behind the first '{mark}', or an empty text. If a key appears twice, the upper line counts.",
        ),
    )


def zoom_steps(rng: random.Random) -> Made:
    steps = rng.choice(((25, 50, 100, 200, 400), (50, 75, 100, 150, 200, 300), (100, 200, 300, 400, 800)))
    up = rng.random() < 0.5
    listed = ", ".join(map(str, steps))
    if up:
        body = f"for (int step : {{{listed}}})\n  if (step > zoom) return step;\nreturn {steps[-1]};"
    else:
        body = f"for (int step : {{{', '.join(map(str, steps[::-1]))}}})\n  if (step < zoom) return step;\nreturn {steps[0]};"

    def oracle(zoom: int) -> int:
        return (
            min([one for one in steps if one > zoom], default=steps[-1])
            if up
            else max([one for one in steps if one < zoom], default=steps[0])
        )

    way, edge = ("above", steps[-1]) if up else ("below", steps[0])
    return Made(
        "int @f(int zoom)",
        body,
        oracle,
        lambda r: [r.choice((*steps, r.randrange(1, 900), r.randrange(20, 420), steps[0] - 1, steps[-1] + 1))],
        (
            f"Write a function that returns the next zoom level {way} `zoom` out of {listed} percent; if there is none, {edge}.",
            f"How do I implement zoom {'in' if up else 'out'} with fixed levels {listed}? Take the nearest one strictly {way} the current zoom, which may be any value; else {edge}.",
            f"{'min' if up else 'max'} of {{{listed}}} {way} zoom, or {edge}",
            f"Ctrl+{'plus' if up else 'minus'} in the map view goes to the next level {way} the current one. Levels: {listed}. Pinching may have left odd values such as 130. At the end stay at {edge}.",
        ),
    )


def bits_of_value(rng: random.Random) -> Made:
    what = rng.choice(("popcount", "highest", "lowest", "reverse", "parity"))
    width = rng.choice((8, 16))
    table = {
        "popcount": (
            "int count = 0;\nfor (; value != 0; value >>= 1) count += value & 1;\nreturn count;",
            "how many bits are set",
            "number of set bits",
        ),
        "highest": (
            f"for (int bit = {width - 1}; bit >= 0; --bit)\n  if (value >> bit & 1) return bit;\nreturn -1;",
            "the number of the highest set bit, -1 if none is",
            "floor(log2(value)), -1 for 0",
        ),
        "lowest": (
            f"for (int bit = 0; bit < {width}; ++bit)\n  if (value >> bit & 1) return bit;\nreturn -1;",
            "the number of the lowest set bit, -1 if none is",
            "index of the lowest 1 bit, -1 for 0",
        ),
        "reverse": (
            f"int reversed = 0;\nfor (int bit = 0; bit < {width}; ++bit)\n  if (value >> bit & 1) reversed |= 1 << ({width - 1} - bit);\nreturn reversed;",
            f"the value with its {width} bits in reverse order",
            f"bit i -> bit {width - 1} - i",
        ),
        "parity": (
            "int parity = 0;\nfor (; value != 0; value >>= 1) parity ^= value & 1;\nreturn parity;",
            "1 if an odd number of bits is set, otherwise 0",
            "XOR of all bits",
        ),
    }
    body, said, formula = table[what]

    def oracle(value: int) -> int:
        text = f"{value:0{width}b}"
        return {
            "popcount": text.count("1"),
            "highest": value.bit_length() - 1,
            "lowest": text[::-1].find("1"),
            "reverse": int(text[::-1], 2),
            "parity": text.count("1") % 2,
        }[what]

    situation = rng.choice(("A flags field of the editor", "The bit view under the hex dump", "My mask analyser"))
    return Made(
        f"int @f(uint{width}_t value)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 1 << width - 1, (1 << width) - 1, r.getrandbits(width), r.getrandbits(width)))],
        (
            f"Write a function that returns {said}, for a value of {width} bits; bit 0 is the lowest.",
            f"How do I get {said} ({width}-bit input)?",
            f"{formula}, {width} bits",
            f"{situation} needs {said}. Values have {width} bits, counted from 0 at the low end.",
        ),
    )


RECIPES = (
    merge_ranges,
    gaps_between,
    allocate,
    covered_ranges,
    runs_of_value,
    undo_position,
    find_label,
    recent_files,
    sort_entries,
    histogram,
    bookmarks_shift,
    selection_text,
    progress_bar,
    parse_setting,
    zoom_steps,
    bits_of_value,
)
