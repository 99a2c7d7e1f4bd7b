"""What a save file keeps: scores, items, clocks, journals, explored maps, scrambled and mirrored files, passwords of progress."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _rows(data: list[int], size: int) -> list[list[int]]:
    return [data[i : i + size] for i in range(0, len(data) - size + 1, size)]


def enter_high_score(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Score", "HighScore", "Ranking")), (("u32", "points"), ("u8", "player")))
    n = struct.name
    first = rng.random() < 0.5
    low_wins = rng.random() < 0.3
    limit = rng.choice((3, 5))
    sign = {(True, False): "<=", (False, False): "<", (True, True): ">=", (False, True): ">"}[first, low_wins]
    body = cpp(
        """
        size_t at = 0;
        while (at < table.size() && !(table[at].points @sign points)) ++at;
        if (at >= @limit) return -1;
        table.insert(table.begin() + at, {points, player});
        if (table.size() > @limit) table.pop_back();
        return at;
        """,
        sign=sign,
        limit=limit,
    )

    def oracle(table: list[Record], points: int, player: int) -> int:
        better = [
            one
            for one in table
            if (vars(one)["points"] < points if low_wins else vars(one)["points"] > points)
            or (not first and vars(one)["points"] == points)
        ]
        rank = len(better)
        if rank >= limit:
            return -1
        table[:] = [*better, Record(("points", "player"), (points, player)), *table[rank:]][:limit]
        return rank

    def given(r: random.Random) -> list[object]:
        points = sorted(
            (r.choice((100, 200, 300, r.randrange(400))) for _ in range(r.randrange(limit + 1))), reverse=not low_wins
        )
        return [
            [Record(("points", "player"), (one, r.randrange(4))) for one in points],
            r.choice((100, 200, 300, 0, 500)),
            r.randrange(4),
        ]

    what = "times, the lowest first" if low_wins else "points, the highest first"
    tie = "before" if first else "behind"
    return Made(
        f"int @f(std::vector<{n}>& table, uint32_t points, uint8_t player)",
        body,
        oracle,
        given,
        (
            f"Write a function that enters a result into a high score table of at most {limit} places, sorted by {what}. The new entry goes {tie} entries with the same number; the table never gets longer than {limit}. Return its place from 0, or -1 if it did not get in (the table stays).",
            f"insert into a sorted top-{limit} ({what}; ties: new one {tie} the old); place or -1",
            f"After a race: does the result make it into the best {limit}? The list is sorted by {what}, perhaps shorter. Equal results: the new one comes {tie} the others. I want its place (0 is the top), -1 and an unchanged list otherwise.",
            f"Ranking update, {limit} entries at most, {what}: insert {tie} equals, drop what is beyond the last place. Result: index or -1.",
        ),
        (struct,),
    )


def add_item_stack(rng: random.Random) -> Made:
    limit = rng.choice((99, 9, 30))
    rest = rng.choice(("rest", "bool"))
    body = cpp(
        """
        for (size_t i = 0; i + 2 <= bag.size(); i += 2) {
          if (bag[i] != item) continue;
          const int taken = std::min<int>(amount, @limit - bag[i + 1]);
          bag[i + 1] += taken;
          return @full;
        }
        for (size_t i = 0; i + 2 <= bag.size(); i += 2) {
          if (bag[i] != 0) continue;
          bag[i] = item;
          bag[i + 1] = std::min<int>(amount, @limit);
          return @new;
        }
        return @none;
        """,
        limit=limit,
        full="amount - taken" if rest == "rest" else "taken == amount",
        new="amount - bag[i + 1]" if rest == "rest" else "bag[i + 1] == amount",
        none="amount" if rest == "rest" else "false",
    )

    def oracle(bag: list[int], item: int, amount: int) -> object:
        items = bag[::2]
        where = items.index(item) if item in items else items.index(0) if 0 in items else -1
        left = amount
        if where >= 0:
            have = bag[2 * where + 1] if items[where] == item else 0
            total = min(limit, have + amount)
            left = have + amount - total
            bag[2 * where : 2 * where + 2] = [item, total]
        return left if rest == "rest" else left == 0

    def given(r: random.Random) -> list[object]:
        slots = r.sample(range(1, 6), r.randrange(4))
        bag = [x for one in slots for x in (one, r.choice((1, limit, limit - 1, r.randrange(1, limit + 1))))]
        for _ in range(r.randrange(3)):
            at = r.randrange(len(bag) // 2 + 1)
            bag[2 * at : 2 * at] = [0, 0]
        return [bytes(bag), r.randrange(1, 6), r.choice((1, 2, limit, r.randrange(1, 20)))]

    goal = "how many did not fit" if rest == "rest" else "whether all of them fit"
    return Made(
        f"{'int' if rest == 'rest' else 'bool'} @f({BUFFER} bag, uint8_t item, uint8_t amount)",
        body,
        oracle,
        given,
        (
            f"Write a function that puts `amount` pieces (1 or more) of an item into a bag. Slots have two bytes, item (0 means empty) and number; an item has at most one slot and at most {limit} pieces. They go to the slot of the item, or if there is none to the first empty slot; as many as possible are added. Return {goal}.",
            f"bag = [item][count] slots, 0 = free, max {limit} each, one slot per item: add `amount` of `item` (existing slot, else first free one, excess refused); return {goal}",
            f"The shop in my hack sells several pieces at once. Add them to the inventory: pairs of item number and count, item 0 for an empty place, no item twice, never more than {limit}. What exceeds that is not taken; without any slot nothing is. Result: {goal}.",
            f"Inventory add: same item first, otherwise the first slot with item 0; cap the count at {limit}. Return {goal}. `item` isn't 0.",
        ),
    )


def take_item(rng: random.Random) -> Made:
    close = rng.random() < 0.5
    need_all = rng.random() < 0.5
    body = cpp(
        """
        for (size_t i = 0; i + 2 <= bag.size(); i += 2) {
          if (bag[i] != item) continue;
          @check
          const int taken = std::min(amount, bag[i + 1]);
          bag[i + 1] -= taken;
          if (bag[i + 1] == 0) {
            @remove
          }
          return taken;
        }
        return 0;
        """,
        check="if (bag[i + 1] < amount) return 0;" if need_all else "",
        remove="bag.erase(bag.begin() + i, bag.begin() + i + 2);\nbag.insert(bag.end(), 2, 0);".replace("\n", "\n    ")
        if close
        else "bag[i] = 0;",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(bag: list[int], item: int, amount: int) -> int:
        rows = _rows(bag, 2)
        for i, (kind, have) in enumerate(rows):
            if kind == item:
                gone = have if have < amount and not need_all else amount if have >= amount else 0
                rows[i] = [kind, have - gone] if gone < have else [0, 0]
                if gone == have and close:
                    rows.append(rows.pop(i))
                bag[:] = [x for row in rows for x in row]
                return gone
        return 0

    def given(r: random.Random) -> list[object]:
        items = r.sample(range(1, 6), r.randrange(1, 5))
        bag = [x for one in items for x in (one, r.randrange(1, 9))]
        return [bytes(bag + [0, 0] * r.randrange(2)), r.choice((*items, *items, 6)), r.randrange(1, 9)]

    rule = "if there are fewer, none is taken" if need_all else "if there are fewer, all there are"
    gap = (
        "an item of which none is left loses its slot: the later ones move up and an empty one (0, 0) appears at the end"
        if close
        else "if none is left the slot becomes empty (0, 0)"
    )
    return Made(
        f"int @f({BUFFER} bag, uint8_t item, uint8_t amount)",
        body,
        oracle,
        given,
        (
            f"Write a function that takes `amount` pieces (1 or more) of an item out of a bag: {rule}. Slots have two bytes, item (0 means empty) and number, and no item has two slots; {gap}. Return how many were taken.",
            f"remove up to `amount` of `item` from [item][count] slots; {rule}; {gap}; returns the number taken",
            f"Selling items: the bag is pairs of item and count (at least 1 for a real item). Take `amount` away; {rule}. Note that {gap}. How many were really taken? 0 if the item isn't there.",
            f"bag[item] -= amount, where {rule}, and {gap}. The result is the number of pieces that left the bag; item numbers start at 1.",
        ),
    )


def tidy_bag(rng: random.Random) -> Made:
    by = rng.choice(("order", "item", "count"))
    if by == "order":
        body = cpp(
            """
            std::vector<uint8_t> tidy;
            for (uint8_t wanted : order)
              for (size_t i = 0; i < bag.size(); i += 2)
                if (bag[i] == wanted && wanted != 0) tidy.insert(tidy.end(), {bag[i], bag[i + 1]});
            for (size_t i = 0; i < bag.size(); i += 2)
              if (bag[i] != 0 && std::find(order.begin(), order.end(), bag[i]) == order.end())
                tidy.insert(tidy.end(), {bag[i], bag[i + 1]});
            tidy.resize(bag.size());
            bag = tidy;
            """
        )
    else:
        key = "bag[2 * a] < bag[2 * b]" if by == "item" else "bag[2 * a + 1] > bag[2 * b + 1]"
        body = cpp(
            """
            std::vector<size_t> slots;
            for (size_t i = 0; 2 * i < bag.size(); ++i)
              if (bag[2 * i] != 0) slots.push_back(i);
            std::stable_sort(slots.begin(), slots.end(), [&](size_t a, size_t b) { return @key; });
            std::vector<uint8_t> tidy;
            for (size_t i : slots) tidy.insert(tidy.end(), {bag[2 * i], bag[2 * i + 1]});
            tidy.resize(bag.size());
            bag = tidy;
            """,
            key=key,
        )

    def oracle(bag: list[int], order: list[int] | None = None) -> None:
        rows = [row for row in _rows(bag, 2) if row[0]]
        if order is not None:
            rows.sort(key=lambda row: order.index(row[0]) if row[0] in order else 999)
        elif by == "item":
            rows.sort(key=lambda row: row[0])
        else:
            rows.sort(key=lambda row: -row[1])
        flat = [x for row in rows for x in row]
        bag[:] = flat + [0] * (len(bag) - len(flat))

    def given(r: random.Random) -> list[bytes]:
        items = r.sample(range(1, 9), r.randrange(6))
        rows = [(one, r.choice((1, 5, 5, 9))) for one in items] + [(0, 0)] * r.randrange(3)
        r.shuffle(rows)
        bag = bytes(x for row in rows for x in row)
        return [bag, bytes(r.sample(range(1, 9), r.randrange(6)))] if by == "order" else [bag]

    how = {
        "order": "in the order in which their numbers stand in `order` (each at most once there), and behind them those which it doesn't name, as they were",
        "item": "by item number, the lowest first",
        "count": "by count, the highest first, and as they were where counts are equal",
    }[by]
    return Made(
        f"void @f({BUFFER} bag{', ' + BYTES + ' order' if by == 'order' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that tidies an inventory of two-byte slots (item, count; item 0 is an empty slot, then the count is 0 as well): first all items {how}, then the empty slots. No item occurs twice; the size stays.",
            f"sort [item][count] slots {how}; empty ones (0, 0) last; items are unique",
            f"A sort button for the bag: slots are item number and amount, (0, 0) for none. Items come {how}. All holes go to the end. An item has one slot at most.",
            f"Compact and sort the item list in place: {how}; unused slots (two zeros) behind.",
        ),
    )


def advance_clock(rng: random.Random) -> Made:
    fps = rng.choice((60, 50))
    top = rng.choice((99, 255, 9))
    order = rng.choice(("big", "small"))
    index = {"h": 0, "m": 1, "s": 2, "f": 3} if order == "big" else {"h": 3, "m": 2, "s": 1, "f": 0}
    body = cpp(
        """
        uint32_t total = ((clock[@h] * 60 + clock[@m]) * 60 + clock[@s]) * @fps + clock[@f] + frames;
        total = std::min<uint32_t>(total, @most);
        clock[@f] = total % @fps;
        clock[@s] = total / @fps % 60;
        clock[@m] = total / @fpm % 60;
        clock[@h] = total / @fph;
        """,
        **index,
        fps=fps,
        fpm=fps * 60,
        fph=fps * 3600,
        most=(top + 1) * 3600 * fps - 1,
    )

    def oracle(clock: list[int], frames: int) -> None:
        hours, minutes, seconds, rest = (clock[index[one]] for one in "hmsf")
        carry, rest = divmod(rest + frames, fps)
        carry, seconds = divmod(seconds + carry, 60)
        carry, minutes = divmod(minutes + carry, 60)
        hours += carry
        parts = (hours, minutes, seconds, rest) if hours <= top else (top, 59, 59, fps - 1)
        for name, value in zip("hmsf", parts, strict=True):
            clock[index[name]] = value

    def given(r: random.Random) -> list[object]:
        parts = {
            "h": r.choice((0, top, top - 1)),
            "m": r.choice((0, 59, r.randrange(60))),
            "s": r.choice((59, r.randrange(60))),
            "f": r.choice((fps - 1, r.randrange(fps))),
        }
        clock = [0] * 4
        for name, value in parts.items():
            clock[index[name]] = value
        return [bytes(clock), r.choice((1, fps, 3600, fps * 3599, r.randrange(1 << 16)))]

    form = "hours, minutes, seconds, frames" if order == "big" else "frames, seconds, minutes, hours"
    return Made(
        f"void @f({BUFFER} clock, uint32_t frames)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds `frames` to a play time of four bytes, {form}, with {fps} frames a second. It stops at {top}:59:59 and {fps - 1} frames. The values are valid before, `frames` is below 2^24.",
            f"clock bytes {form} ({fps} fps) += frames (< 2^24), saturating at {top}:59:59.{fps - 1}",
            f"When two saves are merged their play times add up, too: the second one is given in frames (below 2^24), {fps} a second, the first as bytes {form}. After {top} hours, 59 minutes, 59 seconds and {fps - 1} frames nothing more is counted.",
            f"Advance a {form} counter, each unit a byte, {fps} frames to the second, by `frames` < 0x1000000; upper end {top}:59:59 with {fps - 1} frames.",
        ),
    )


def journal_replay(rng: random.Random) -> Made:
    commit = rng.choice((0xFF, 0xFE))
    clear = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> pending;
        int done = 0;
        for (size_t at = 0; at < journal.size();) {
          if (journal[at] == @commit) {
            for (size_t i = 0; i < pending.size(); i += 2) save[pending[i]] = pending[i + 1];
            done += pending.size() / 2;
            pending.clear();
            ++at;
          } else {
            if (at + 1 == journal.size()) break;
            pending.insert(pending.end(), {journal[at], journal[at + 1]});
            at += 2;
          }
        }
        return @result;
        """,
        commit=hexadecimal(commit),
        result="done" if not clear else "pending.empty()",
    )

    def oracle(save: list[int], journal: list[int]) -> object:
        groups: list[list[tuple[int, int]]] = [[]]
        rest = list(journal)
        while rest:
            first = rest.pop(0)
            if first == commit:
                groups.append([])
            elif rest:
                groups[-1].append((first, rest.pop(0)))
        writes = [one for group in groups[:-1] for one in group]
        for at, value in writes:
            save[at] = value
        return not groups[-1] if clear else len(writes)

    def given(r: random.Random) -> list[bytes]:
        size = r.randrange(1, 8)
        journal = b""
        for _ in range(r.randrange(4)):
            journal += b"".join(
                bytes([r.randrange(size), r.choice((r.randrange(256), commit))]) for _ in range(r.randrange(3))
            )
            journal += bytes([commit])
        journal += r.choice((b"", b"", bytes([0, 9]), bytes([0])))
        return [r.randbytes(size), journal]

    goal = (
        "whether no complete write was left without its mark at the end" if clear else "how many writes have been done"
    )
    return Made(
        f"{'bool' if clear else 'int'} @f({BUFFER} save, {BYTES} journal)",
        body,
        oracle,
        given,
        (
            f"Write a function that replays the journal of a save file after the power went off. A write is two bytes, the offset in `save` (which exists, and is never 0x{commit:02X}) and the new value; a byte 0x{commit:02X} where an offset would stand confirms all writes before it. Confirmed writes are done in order, the unconfirmed ones at the end are not; a single last byte that is no mark is ignored. Return {goal}.",
            f"journal: [offset][value]... and ${commit:02X} as commit mark; apply only committed writes, in order; drop an incomplete last one; return {goal}",
            f"Crash-safe saving: changes are first logged as offset and value, ${commit:02X} in place of an offset closes a group. Apply the closed groups to `save`. What comes after the last mark must not be applied, half a write at the end neither. I need {goal}. Offsets are valid and never ${commit:02X}; a value may well be.",
            f"Replay log entries (offset byte, value byte) into `save` up to the last commit byte 0x{commit:02X} (recognised only in offset position). Result: {goal}.",
        ),
    )


def explored_squares(rng: random.Random) -> Made:
    width = rng.choice((16, 8, 32))
    high = rng.random() < 0.5
    wanted = rng.choice(("mark", "row", "percent", "area"))
    shift = "0x80 >> x % 8" if high else "1 << x % 8"
    per = width // 8
    if wanted == "mark":
        body = f"uint8_t& byte = map[y * {per} + x / 8];\nconst uint8_t bit = {shift};\nconst bool fresh = !(byte & bit);\nbyte |= bit;\nreturn fresh;"
        signature = f"bool @f({BUFFER} map, int x, int y)"
    elif wanted == "row":
        body = f"std::vector<int> counts;\nfor (size_t row = 0; row + {per} <= map.size(); row += {per}) {{\n  int count = 0;\n  for (int x = 0; x < {width}; ++x) count += (map[row + x / 8] & ({shift})) != 0;\n  counts.push_back(count);\n}}\nreturn counts;"
        signature = f"std::vector<int> @f({BYTES} map)"
    elif wanted == "percent":
        body = "int seen = 0, total = 0;\nfor (size_t i = 0; i < map.size(); ++i)\n  for (int bit = 0; bit < 8; ++bit) {\n    if (!(exists[i] >> bit & 1)) continue;\n    ++total;\n    seen += map[i] >> bit & 1;\n  }\nreturn total == 0 ? 100 : 100 * seen / total;"
        signature = f"int @f({BYTES} map, {BYTES} exists)"
    else:
        body = f"for (int y = top; y <= bottom; ++y)\n  for (int x = left; x <= right; ++x)\n    if (!(map[y * {per} + x / 8] & ({shift}))) return false;\nreturn true;"
        signature = f"bool @f({BYTES} map, int left, int top, int right, int bottom)"

    def grid(map_: list[int]) -> list[str]:
        text = "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in map_)
        return [text[i : i + width] for i in range(0, len(text) - width + 1, width)]

    def oracle(map_: list[int], *more: object) -> object:
        if wanted == "percent":
            [exists] = more
            assert isinstance(exists, list)
            all_ = "".join(f"{one:08b}" for one in exists)
            both = "".join(f"{a & b:08b}" for a, b in zip(map_, exists, strict=True))
            return both.count("1") * 100 // all_.count("1") if "1" in all_ else 100
        rows = grid(map_)
        if wanted == "row":
            return [one.count("1") for one in rows]
        numbers = [int(str(one)) for one in more]
        if wanted == "area":
            left, top, right, bottom = numbers
            return all("0" not in row[left : right + 1] for row in rows[top : bottom + 1])
        x, y = numbers
        fresh = rows[y][x] == "0"
        rows[y] = rows[y][:x] + "1" + rows[y][x + 1 :]
        text = "".join(rows)
        parts = [text[i : i + 8] for i in range(0, len(text), 8)]
        map_[:] = [int(one if high else one[::-1], 2) for one in parts]
        return fresh

    def given(r: random.Random) -> list[object]:
        rows = r.randrange(1, 5)
        map_ = bytes(r.choice((0xFF, 0xFF, 0, r.randrange(256))) for _ in range(rows * per))
        if wanted == "percent":
            return [
                map_,
                bytes(r.choice((0, 0xFF, r.randrange(256))) for _ in map_) if r.random() < 0.9 else bytes(len(map_)),
            ]
        if wanted == "row":
            return [map_]
        x, y = r.randrange(width), r.randrange(rows)
        if wanted == "mark":
            return [map_, x, y]
        return [map_, x, y, min(width - 1, x + r.randrange(4)), min(rows - 1, y + r.randrange(2))]

    order = "the leftmost square in bit 7" if high else "the leftmost square in bit 0"
    form = (
        f"a bit for each square, {width} squares ({per} byte{'s' * (per > 1)}) a row, {order} of the row's first byte"
    )
    texts = {
        "mark": (
            "marks square (x, y) as explored and returns whether it was not before",
            "The coordinates are inside the map",
        ),
        "row": ("returns for every row how many squares of it are explored", "There are only whole rows"),
        "percent": (
            "returns the percentage of explored squares among those that exist at all (a set bit in `exists`, same form), rounded down; 100 if none exists",
            "Bits of squares that don't exist mean nothing",
        ),
        "area": (
            "tells whether all squares from column `left` to `right` and row `top` to `bottom`, both inclusive, are explored",
            "The area is inside the map and has at least one square",
        ),
    }
    goal, limit = texts[wanted]
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that {goal}. The map of explored squares has {form}. {limit}.",
            f"explored-map bits ({form}); the function {goal}",
            f"The automap of my hack saves {form}. I need something that {goal}. {limit}.",
            f"Fog of war: {form}; 1 = explored. The function {goal}. {limit}.",
        ),
    )


def scrambled_save(rng: random.Random) -> Made:
    kind = rng.choice(("feedback", "counter", "lfsr"))
    back = rng.random() < 0.5
    step = rng.choice((0x1D, 0x35, 7))
    if kind == "feedback":
        inner = "const uint8_t code = byte;\n  byte ^= key;\n  key = code;" if back else "byte ^= key;\n  key = byte;"
    elif kind == "counter":
        inner = f"byte {'-' if back else '+'}= key;\n  key += {hexadecimal(step)};"
    else:
        inner = "byte ^= key;\n  key = key & 1 ? key >> 1 ^ 0xB8 : key >> 1;"
    body = f"for (uint8_t& byte : save) {{\n  {inner}\n}}"

    def oracle(save: list[int], key: int) -> None:
        before = list(save)
        for i, one in enumerate(before):
            if kind == "feedback":
                last = key if i == 0 else before[i - 1] if back else save[i - 1]
                save[i] = one ^ last
            elif kind == "counter":
                save[i] = (one + (key + step * i) * (-1 if back else 1)) % 256
            else:
                save[i] = one ^ key
                key = (key // 2) ^ (0xB8 if key % 2 else 0)

    how = {
        "feedback": "each byte of the plain save was XORed with the scrambled byte before it, the first one with `key`",
        "counter": f"to each byte of the plain save a key byte was added (modulo 256), which is `key` for the first byte and grows by 0x{step:02X}, modulo 256, with every byte",
        "lfsr": "each byte is XORed with a key byte, which is `key` for the first byte; for the next one it is shifted right by one, and if the bit shifted out was 1, XORed with 0xB8",
    }[kind]
    do = "descrambles" if back else "scrambles"
    if kind != "lfsr" and not back:
        how = how.replace("was XORed", "is XORed").replace("was added", "is added")
    if kind == "lfsr":
        do = "scrambles or descrambles (it is the same)"
    return Made(
        f"void @f({BUFFER} save, uint8_t key)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(9)), r.choice((1, 0xFF, 0x5A, r.randrange(1, 256)))],
        (
            f"Write a function that {do} a save in place: {how}.",
            f"{'undo' if back and kind != 'lfsr' else 'apply'} save scrambling: {how}",
            f"The game hides its save data like this: {how}. My editor needs the {'way back' if back and kind != 'lfsr' else 'same'}, in place.",
            f"In-place {'decoder' if back and kind != 'lfsr' else 'coder'} for a save file. {how[0].upper() + how[1:]}.",
        ),
    )


def unmirrored_size(rng: random.Random) -> Made:
    least = rng.choice((2, 4, 8))
    wanted = rng.choice(("size", "cut"))
    body = cpp(
        """
        size_t size = sram.size();
        while (size % 2 == 0 && size / 2 >= @least && std::equal(sram.begin(), sram.begin() + size / 2, sram.begin() + size / 2)) size /= 2;
        @end
        """,
        least=least,
        end="return size;" if wanted == "size" else "sram.resize(size);",
    )

    def oracle(sram: list[int]) -> int:
        def half(data: list[int]) -> list[int]:
            middle, odd = divmod(len(data), 2)
            if odd or middle < least or data[:middle] != data[middle:]:
                return data
            return half(data[:middle])

        result = half(sram)
        if wanted == "cut":
            sram[:] = result
        return len(result)

    def given(r: random.Random) -> list[bytes]:
        base = r.choice((r.randbytes(r.choice((1, 2, 4, 8, 5))), bytes(4), b"\xff" * 8))
        data = base * r.choice((1, 2, 4, 8, 3))
        return [data + r.choice((b"", b"", b"", b"\1"))]

    told = "Return the size that is left" if wanted == "size" else "Cut the vector to what is left"
    return Made(
        f"{'size_t' if wanted == 'size' else 'void'} @f({BYTES if wanted == 'size' else BUFFER} sram)",
        body,
        oracle,
        given,
        (
            f"Write a function that undoes mirroring in an SRAM dump: as long as the size is even, its two halves are equal and a half has at least {least} bytes, only the first half is kept. {told}.",
            f"while both halves are identical (even size, half >= {least}) halve the dump. {told}.",
            f"Some devices dump a small SRAM several times in a row. Find the real contents: halve the data while the second half repeats the first, but never below {least} bytes, nor where the size is odd. {told}.",
            f"Reduce a mirrored .srm to its smallest power-of-two fraction (repeated halving, equal halves, at least {least} bytes left each time). {told}.",
        ),
    )


def level_from_points(rng: random.Random) -> Made:
    kind = rng.choice(("table", "growing"))
    if kind == "table":
        body = "int level = 1;\nfor (uint16_t need : steps) {\n  if (points < need) break;\n  points -= need;\n  ++level;\n}\nreturn @end;"
        signature = "int @f(uint32_t points, const std::vector<uint16_t>& steps)"
    else:
        body = "int level = 1;\nuint32_t need = @first;\nwhile (level < @top && points >= need) {\n  points -= need;\n  need += @more;\n  ++level;\n}\nreturn @end;"
        signature = "int @f(uint32_t points)"
    first, more, top = rng.choice(((100, 50, 20), (10, 10, 99), (64, 32, 50)))
    rest = rng.random() < 0.4
    end = "points" if rest else "level"
    body = body.replace("@first", str(first)).replace("@more", str(more)).replace("@top", str(top)).replace("@end", end)

    def oracle(points: int, steps: list[int] | None = None) -> int:
        needs = [first + more * i for i in range(top - 1)] if steps is None else steps
        reached = [0]
        for one in needs:
            reached.append(reached[-1] + one)
        level = max(i for i in range(len(reached)) if all(limit <= points for limit in reached[: i + 1]))
        return points - reached[level] if rest else level + 1

    def given(r: random.Random) -> list[object]:
        if kind == "growing":
            return [r.choice((0, first - 1, first, 2 * first + more, 5000, 200000, r.randrange(3000)))]
        steps = [r.randrange(1, 60) for _ in range(r.randrange(6))]
        return [r.choice((0, sum(steps), sum(steps[:2]), r.randrange(200))), steps]

    need = (
        "steps[0] points lead from level 1 to 2, steps[1] more from 2 to 3 and so on; behind the last step there is no further level"
        if kind == "table"
        else f"from level 1 to 2 it takes {first} points, for each further level {more} more than for the one before; level {top} is the last"
    )
    goal = "the points left over after the last level that was reached" if rest else "the level"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that turns experience points into {goal}: {need}.",
            f"experience -> {goal}; {need}",
            f"My status screen editor should show {goal} for a given number of points: {need}.",
            f"Compute {goal} from total experience. {need[0].upper() + need[1:]}.",
        ),
    )


def completion_percent(rng: random.Random) -> Made:
    weight = rng.random() < 0.6
    cap = rng.random() < 0.5
    if weight:
        body = "int have = 0, total = 0;\nfor (size_t i = 0; i < weights.size(); ++i) {\n  total += weights[i];\n  if (flags[i / 8] >> i % 8 & 1) have += weights[i];\n}\nreturn @value;"
        signature = f"int @f({BYTES} flags, {BYTES} weights)"
    else:
        body = "int have = 0, total = 0;\nfor (size_t i = 0; i < counts.size(); ++i) {\n  have += std::min(counts[i], most[i]);\n  total += most[i];\n}\nreturn @value;"
        signature = f"int @f({BYTES} counts, {BYTES} most)"
    value = "total == 0 ? 0 : (100 * have + total / 2) / total" if cap else "total == 0 ? 0 : 100 * have / total"
    body = body.replace("@value", value)

    def oracle(first: list[int], second: list[int]) -> int:
        if weight:
            bits = int.from_bytes(bytes(first), "little")
            have = sum(one for i, one in enumerate(second) if bits >> i & 1)
        else:
            have = sum(sorted((a, b))[0] for a, b in zip(first, second, strict=True))
        total = sum(second)
        if not total:
            return 0
        return (200 * have + total) // (2 * total) if cap else 100 * have // total

    def given(r: random.Random) -> list[bytes]:
        count = r.randrange(12)
        second = bytes(r.choice((0, 1, 4, 10)) for _ in range(count))
        return [r.randbytes((count + 7) // 8) if weight else bytes(r.randrange(12) for _ in second), second]

    rounding = "rounded to the nearest whole number (halves up)" if cap else "rounded down"
    what = (
        "bit i of `flags` (bit i % 8 of byte i / 8) tells whether goal i is done, which is worth weights[i] points; the result is the share of all points"
        if weight
        else "counts[i] things of kind i have been found, of which at most most[i] count; the result is the share of all that can be found"
    )
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"Write a function that computes how complete a game is in percent: {what}, {rounding}. If nothing can be reached it is 0.",
            f"completion %: {what}, {rounding}; 0 when the total is 0",
            f"For the file select screen: {what}. I'd like it in percent, {rounding}, and 0 if the total is 0.",
            f"Percentage of completion, {rounding}. {what[0].upper() + what[1:]}. A total of 0 gives 0.",
        ),
    )


def fields_to_new_layout(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Move", "Field", "Mapping")), (("u8", "source"), ("u8", "target"), ("u8", "size")))
    n = struct.name
    fill = rng.choice((0, 0xFF))
    body = cpp(
        """
        std::vector<uint8_t> result(new_size, @fill);
        for (const @n& one : fields)
          for (int i = 0; i < one.size; ++i)
            if (one.source + i < int(old_save.size()) && one.target + i < int(new_size)) result[one.target + i] = old_save[one.source + i];
        return result;
        """,
        fill=hexadecimal(fill),
        n=n,
    ).replace("one.target + i < int(new_size)", "one.target + i < new_size")

    def oracle(old: list[int], fields: list[Record], size: int) -> list[int]:
        cells = dict.fromkeys(range(size), fill)
        for one in fields:
            a, b, count = (vars(one)[name] for name in ("source", "target", "size"))
            values = old[a : a + count]
            cells |= {b + i: value for i, value in enumerate(values) if b + i < size}
        return [cells[i] for i in range(size)]

    def given(r: random.Random) -> list[object]:
        old = r.randbytes(r.randrange(1, 10))
        fields = [
            Record(("source", "target", "size"), (r.randrange(10), r.randrange(12), r.randrange(5)))
            for _ in range(r.randrange(5))
        ]
        return [old, fields, r.randrange(13)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} old_save, const std::vector<{n}>& fields, int new_size)",
        body,
        oracle,
        given,
        (
            f"Write a function that converts a save to a new layout of `new_size` bytes (0 or more). Every field takes `size` bytes from offset `source` of the old save to offset `target` of the new one, in the order of the list (a later field overwrites an earlier one); bytes that do not exist on either side are skipped. All else is 0x{fill:02X}.",
            f"new save of new_size bytes, all ${fill:02X}, then copy fields source -> target (size bytes, in order), ignoring bytes outside of either save",
            f"Version 2 of my hack has its save fields elsewhere. Build the new save: ${fill:02X} everywhere, then each field in turn is copied byte by byte as far as old and new save reach. new_size isn't negative.",
            f"Save migration by a list of moves; unmentioned bytes are 0x{fill:02X}, what lies outside the old or the new data is left out, later moves win.",
        ),
        (struct,),
    )


def spend_from_wallet(rng: random.Random) -> Made:
    order = rng.choice(("big", "little"))
    digits = rng.choice((2, 3))
    add = rng.random() < 0.4
    top = 100**digits - 1
    loop = (
        "for (size_t i = wallet.size(); i-- > 0;)" if order == "big" else "for (size_t i = 0; i < wallet.size(); ++i)"
    )
    read = (
        "for (uint8_t byte : wallet)"
        if order == "big"
        else "for (auto byte = wallet.rbegin(); byte != wallet.rend(); ++byte)"
    )
    one = "byte" if order == "big" else "*byte"
    change = (
        f"const int paid = std::min<int>(amount, {top} - money);\nmoney += paid;"
        if add
        else "if (money < amount) return false;\nmoney -= amount;"
    )
    body = f"int money = 0;\n{read} money = money * 100 + ({one} >> 4) * 10 + ({one} & 15);\n{change}\n{loop} {{\n  wallet[i] = money / 10 % 10 << 4 | money % 10;\n  money /= 100;\n}}\nreturn {'paid' if add else 'true'};"

    def oracle(wallet: list[int], amount: int) -> object:
        text = bytes(wallet if order == "big" else wallet[::-1]).hex()
        money = int(text)
        if not add and amount > money:
            return False
        new = min(top, money + amount) if add else money - amount
        parts = list(bytes.fromhex(f"{new:0{2 * digits}d}"))
        wallet[:] = parts if order == "big" else parts[::-1]
        return new - money if add else True

    def given(r: random.Random) -> list[object]:
        money = r.choice((0, top, top - 5, 100, 999, r.randrange(top + 1)))
        parts = list(bytes.fromhex(f"{money:0{2 * digits}d}"))
        return [
            bytes(parts if order == "big" else parts[::-1]),
            r.choice((0, 1, 100, 10, money if money < 60000 else 5, r.randrange(2000))),
        ]

    form = f"{digits} bytes of BCD (two decimal digits each, upper nibble first), {'the most significant byte first' if order == 'big' else 'the least significant byte first'}"
    asks = (
        (
            f"Write a function that adds `amount` to the money in a save: {form}, always valid. It cannot exceed {top}. Return how much was really added.",
            f"BCD wallet ({form}) += amount, capped at {top}; returns the amount added",
            f"A cheat for my save editor: more money. It is kept as {form}; {top} is the limit. How much of `amount` could be added?",
            f"wallet = min({top}, wallet + amount), stored as {form}; the result is the difference.",
        )
        if add
        else (
            f"Write a function that pays `amount` from the money in a save: {form}, always valid. If there is not enough, return false and change nothing, otherwise true.",
            f"BCD wallet ({form}) -= amount if it suffices; returns success",
            f"Shops of my hack take money that is kept as {form}. Subtract the price; false, nothing taken, when the player can't afford it.",
            f"Subtract a binary amount from {form}. Too little money: false, unchanged.",
        )
    )
    return Made(f"{'int' if add else 'bool'} @f({BUFFER} wallet, uint16_t amount)", body, oracle, given, asks)


RECIPES = (
    enter_high_score,
    add_item_stack,
    take_item,
    tidy_bag,
    advance_clock,
    journal_replay,
    explored_squares,
    scrambled_save,
    unmirrored_size,
    level_from_points,
    completion_percent,
    fields_to_new_layout,
    spend_from_wallet,
)
