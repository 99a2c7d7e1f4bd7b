"""Effects a scanline at a time: HDMA tables cropped, joined, checked and built, window shapes, waves, parallax, COLDATA."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes

SUBJECT = "tables"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _table(r: random.Random, unit: int, most: int = 4, repeats: bool = False) -> list[int]:
    """A direct HDMA table of entries of a count and `unit` bytes, or `unit` bytes a line where the count has bit 7 set."""
    out: list[int] = []
    for _ in range(r.randrange(0, most + 1)):
        count = r.choice((1, 2, 0x10, 0x7F, r.randrange(1, 128)))
        if repeats and r.random() < 0.4:
            count = r.randrange(1, 5)
            out += [0x80 + count, *r.randbytes(unit * count)]
        else:
            out += [count, *r.randbytes(unit)]
    return [*out, 0]


def _entries(table: list[int], unit: int) -> list[tuple[int, list[int]]]:
    """Counts and values of a table without repeat mode."""
    out = []
    rest = list(table)
    while rest and rest[0]:
        out.append((rest[0], rest[1 : 1 + unit]))
        rest = rest[1 + unit :]
    return out


def _runs(lines: list[list[int]], most: int = 127) -> list[int]:
    runs: list[tuple[int, list[int]]] = []
    for one in lines:
        if runs and runs[-1][1] == one and runs[-1][0] < most:
            runs[-1] = (runs[-1][0] + 1, one)
        else:
            runs.append((1, one))
    return [byte for count, value in runs for byte in (count, *value)] + [0]


def crop_hdma_top(rng: random.Random) -> Made:
    unit = rng.choice((1, 2, 2, 4))
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t at = 0;
        for (; table[at] != 0; at += @size) {
          if (lines >= table[at]) {
            lines -= table[at];
            continue;
          }
          out.push_back(table[at] - lines);
          out.insert(out.end(), table.begin() + at + 1, table.begin() + at + @size);
          lines = 0;
        }
        out.push_back(0);
        return out;
        """,
        size=unit + 1,
    )

    def oracle(table: list[int], lines: int) -> list[int]:
        out: list[int] = []
        top = 0
        for count, value in _entries(table, unit):
            seen = [y for y in range(top, top + count) if y >= lines]
            if seen:
                out += [len(seen), *value]
            top += count
        return [*out, 0]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} table, int lines)",
        body,
        oracle,
        lambda r: [table := _table(r, unit), r.choice((0, 1, table[0], table[0] + 1, r.randrange(300)))],
        (
            f"Drop the first `lines` scanlines of a direct HDMA table (count 1-127 + {unit} byte{'s' * (unit > 1)}, 00 ends); the entry that is cut keeps its rest.",
            f"Write a function that moves an HDMA effect up by `lines` lines (0 or more): what would be above the picture is removed. Entries have a line count (1 to 127, no repeat mode) and {unit} data byte{'s' * (unit > 1)}; a count of 0 ends the table. Entries completely above vanish, the one in which the cut lies gets a smaller count, the others stay as they are. The result ends with 0.",
            f"How do I scroll a gradient with the camera? Cut `lines` lines from the top of the table ({unit + 1} bytes an entry, terminated by 00) without merging entries. More lines than there are: only the terminator is left.",
            f"{{count, {unit} byte{'s' * (unit > 1)}}}*, 0 -> the same from line `lines` on; first count = end of its entry - lines",
            f"The sky gradient is an HDMA table, and when the view goes down its upper lines have to go. Give me the shortened table, still with its final 00. Counts are plain (bit 7 clear), {unit} byte{'s' * (unit > 1)} of data each.",
        ),
    )


def hdma_with_repeats(rng: random.Random) -> Made:
    unit = rng.choice((1, 1, 2))
    most = rng.choice((127, 127, 16))
    kind = "uint8_t" if unit == 1 else "uint16_t"
    push = (
        "table.push_back(lines[at + i]);"
        if unit == 1
        else "table.push_back(lines[at + i] & 0xFF);\n    table.push_back(lines[at + i] >> 8);"
    )
    body = f"std::vector<uint8_t> table;\nfor (size_t at = 0; at < lines.size();) {{\n  size_t count = std::min<size_t>({most}, lines.size() - at);\n  table.push_back(0x80 | count);\n  for (size_t i = 0; i < count; ++i) {{\n    {push}\n  }}\n  at += count;\n}}\ntable.push_back(0);\nreturn table;"

    def oracle(lines: list[int]) -> list[int]:
        out: list[int] = []
        for i in range(0, len(lines), most):
            part = lines[i : i + most]
            out += [128 + len(part)] + [byte for one in part for byte in one.to_bytes(unit, "little")]
        return [*out, 0]

    value = "a byte" if unit == 1 else "a word, low byte first"
    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{kind}>& lines)",
        body,
        oracle,
        lambda r: [
            [r.randrange(256**unit) for _ in range(r.choice((0, 1, 5, most, most + 1, 2 * most, r.randrange(1, 40))))]
        ],
        (
            f"HDMA table in repeat mode: every line has its own value ({value}). Entries: 0x80 | count (up to {most} lines), the values; full entries first; 00 at the end.",
            f"Write a function that packs one value per scanline into a direct HDMA table with repeat entries. Such an entry begins with a byte 0x80 + number of lines, followed by {value} for each of them. As many entries as needed with {most} lines each, the last one with the rest; then a terminating 0. No lines: only the 0.",
            f"How do I write a register on every line? With bit 7 of the count set, HDMA takes new data each line. Split `lines` in groups of {most}, put 0x80 | length in front of each (each line has {value}), and a zero at the end.",
            f"groups of {most}: $80 | n, n values ({'bytes' if unit == 1 else 'LE words'}); ...; $00",
            f"A wobble effect changes its register in each line, so run lengths do not pay. Build the table for repeat mode: at most {most} lines an entry, for each line {value}, finished by 00.",
        ),
    )


def join_hdma_tables(rng: random.Random) -> Made:
    merged = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t i = 0, j = 0;
        int left = a[0], right = b[0];
        while (left != 0 && right != 0) {
          int count = std::min(left, right);
          out.insert(out.end(), {uint8_t(count), a[i + 1], b[j + 1]});
          left -= count;
          right -= count;
          if (left == 0) left = a[i += 2];
          if (right == 0) right = b[j += 2];
        }
        out.push_back(0);
        return out;
        """
    )
    if merged:
        body = body.replace(
            "  out.insert(out.end(), {uint8_t(count), a[i + 1], b[j + 1]});\n",
            "  size_t last = out.size();\n  if (last && out[last - 2] == a[i + 1] && out[last - 1] == b[j + 1] && out[last - 3] + count <= 127) out[last - 3] += count;\n  else out.insert(out.end(), {uint8_t(count), a[i + 1], b[j + 1]});\n",
        )

    def oracle(a: list[int], b: list[int]) -> list[int]:
        sides = [
            [(n, value[0]) for n, (count, value) in enumerate(_entries(one, 1)) for _ in range(count)] for one in (a, b)
        ]
        pieces: list[list[int]] = []
        before: object = None
        for one, two in zip(*sides, strict=False):
            if before == (one[0], two[0]):
                pieces[-1][0] += 1
            else:
                pieces.append([1, one[1], two[1]])
            before = one[0], two[0]
        out: list[list[int]] = []
        for piece in pieces:
            if merged and out and out[-1][1:] == piece[1:] and out[-1][0] + piece[0] <= 127:
                out[-1][0] += piece[0]
            else:
                out.append(piece)
        return [byte for piece in out for byte in piece] + [0]

    def given(r: random.Random) -> list[object]:
        def one() -> list[int]:
            return [
                byte
                for _ in range(r.randrange(0, 5))
                for byte in (r.choice((1, 8, 8, 16, 127, r.randrange(1, 128))), r.choice((0, 1)))
            ] + [0]

        return [one(), one()]

    same = (
        " If a piece has the same two values as the entry before it and both together have at most 127 lines, lengthen that entry instead."
        if merged
        else " Equal neighbours are not merged."
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Zip two one-byte HDMA tables into one with two bytes an entry: (lines, value of a, value of b), split wherever one of them starts a new entry, up to the shorter table's end; 00.{same}",
            f"Write a function that joins two direct HDMA tables (line count 1-127, one byte, ...; 0 ends) so that one channel can write both registers. A new piece starts where either table begins an entry; it has its number of lines, the byte of `a` and the byte of `b`. It goes on as long as both tables have lines; then comes a 0.{same}",
            f"How do I feed two neighbouring registers from one HDMA channel? I have a table for each, count + byte, 00-terminated, no repeat bits, and want count + 2 bytes. Cut at the borders of both, stop at the end of the shorter one, 00.{same}",
            f"line by line (a, b) -> {{n, a, b}}*, 0; borders of both kept, min of the heights.{same}",
            f"Window left and right edge come from separate tables; the DMA mode for two registers needs them in one. Build it: entries are as long as neither table changes to its next entry. What the longer table has below is lost. End byte 0.{same}",
        ),
    )


def check_hdma(rng: random.Random) -> Made:
    unit = rng.choice((1, 2, 4))
    height = rng.choice((224, 239))
    body = cpp(
        """
        size_t at = 0;
        int lines = 0;
        while (true) {
          if (at >= table.size()) return -1;
          int count = table[at++];
          if (count == 0) break;
          int many = count > 0x80 ? count - 0x80 : count;
          at += count > 0x80 ? many * @unit : @unit;
          if (at > table.size()) return -2;
          lines += many;
        }
        return lines > @height ? -3 : lines;
        """,
        unit=unit,
        height=height,
    )

    def oracle(table: list[int]) -> int:
        rest, lines = list(table), 0
        while rest:
            count, *rest = rest
            if not count:
                return lines if lines <= height else -3
            many = count if count <= 128 else count - 128
            need = unit * (many if count > 128 else 1)
            if need > len(rest):
                return -2
            lines += many
            rest = rest[need:]
        return -1

    def given(r: random.Random) -> list[object]:
        table = _table(r, unit, 4, True)
        how = r.choice(("whole", "whole", "cut", "open", "more"))
        if how == "cut":
            table = table[: r.randrange(len(table) + 1)]
        if how == "open":
            table = table[:-1]
        if how == "more":
            table = [0x80, *r.randbytes(unit), *table, 1, 2]
        return [table]

    codes = f"-1 if it ends without a count of 0 where the next entry should be, -2 if the data of an entry are incomplete, -3 if it has more than {height} lines"
    return Made(
        f"int @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Validate a direct HDMA table ({unit} data byte{'s' * (unit > 1)}): return its number of lines, or {codes}. Counts over 0x80 are repeat mode (count - 0x80 lines, data for each); 0x80 is 128 lines.",
            f"Write a function that checks an HDMA table. An entry begins with a count: 0x01 to 0x80 means that many lines with {unit} byte{'s' * (unit > 1)} of data in all, 0x81 to 0xFF means count - 0x80 lines with {unit} byte{'s' * (unit > 1)} for each line, 0 ends the table (what follows does not matter). Return the total of lines, or {codes}; the first fault met from the start counts, -3 only after all else is right.",
            f"How do I catch broken HDMA data before the game does? Direct mode, {unit} byte{'s' * (unit > 1)} a transfer, bit 7 = a transfer on each line (except 0x80, which is 128 lines). Result: lines, or {codes}.",
            f"lines of {{n <= $80: {unit} bytes | n > $80: (n - $80) * {unit} bytes}}*, 0; else {codes}",
            f"My effect editor imports tables from ROMs and must not trust them. With {unit} byte{'s' * (unit > 1)} a line or entry (counts from 0x81 on: repeat mode), tell me the height, or an error: {codes}. The terminator has to be there.",
        ),
    )


def lines_written(rng: random.Random) -> Made:
    unit = rng.choice((1, 2))
    what = rng.choice(("lines", "count"))
    act = "lines.push_back(line + i);" if what == "lines" else "++writes;"
    head, tail = (
        ("std::vector<int> lines;\nint line = 0;", "return lines;")
        if what == "lines"
        else ("int writes = 0;", "return writes;")
    )
    step = "\n  line += many;" if what == "lines" else ""
    body = f"{head}\nfor (size_t at = 0; table[at] != 0;) {{\n  bool repeat = table[at] > 0x80;\n  int many = repeat ? table[at] - 0x80 : table[at], sent = repeat ? many : 1;\n  for (int i = 0; i < sent; ++i) {act}\n  at += 1 + sent * {unit};{step}\n}}\n{tail}"
    if what == "count":
        body = f"int writes = 0;\nfor (size_t at = 0; table[at] != 0;) {{\n  int sent = table[at] > 0x80 ? table[at] - 0x80 : 1;\n  writes += sent;\n  at += 1 + sent * {unit};\n}}\nreturn writes;"

    def oracle(table: list[int]) -> object:
        rest, found, top = list(table), [], 0
        while rest[0]:
            count = rest[0]
            own = list(range(top, top + count - 128)) if count > 128 else [top]
            found += own
            top += count - 128 if count > 128 else count
            rest = rest[1 + unit * len(own) :]
        return found if what == "lines" else len(found)

    wanted = (
        "the scanlines on which the register is written (0 is the first)"
        if what == "lines"
        else "how many transfers take place"
    )
    return Made(
        f"{'std::vector<int>' if what == 'lines' else 'int'} @f({BYTES} table)",
        body,
        oracle,
        lambda r: [[*_table(r, unit, 4, True), *r.randbytes(2)]],
        (
            f"Direct HDMA table, {unit} byte{'s' * (unit > 1)} a transfer, repeat entries allowed: return {wanted}.",
            f"Write a function that returns {wanted}. An entry of the table starts with a count. From 0x01 to 0x80: {unit} byte{'s' * (unit > 1)} follow, written once on the first of count lines. From 0x81: {unit} byte{'s' * (unit > 1)} for each of count - 0x80 lines, written on every one. A count of 0 ends the table, and it is always there.",
            f"How do I see when HDMA is really active? Normal entries transfer on their first line only, repeat entries (count > 0x80, count - 0x80 lines) on all of theirs. I need {wanted}; {unit} data byte{'s' * (unit > 1)} each, 00 at the end.",
            f"n <= $80: one write, n lines; n > $80: n - $80 writes and lines; result: {wanted}",
            f"To estimate what an effect costs I want {wanted}. The table is in the console's direct format with {unit} byte{'s' * (unit > 1)} a transfer; bytes behind the terminating 0 are something else.",
        ),
    )


def upside_down_table(rng: random.Random) -> Made:
    unit = rng.choice((1, 2, 2))
    negate = rng.random() < 0.3 and unit == 1
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (size_t at = 0; table[at] != 0; at += @size) {
          out.insert(out.begin(), table.begin() + at, table.begin() + at + @size);
          @negate
        }
        out.push_back(0);
        return out;
        """,
        size=unit + 1,
        negate="out[1] = -out[1];" if negate else "",
    ).replace("  \n", "")

    def oracle(table: list[int]) -> list[int]:
        out: list[int] = []
        for count, data in _entries(table, unit)[::-1]:
            out += [count, *[-byte % 256 if negate else byte for byte in data]]
        return [*out, 0]

    minus = " and every value becomes its negative (8 bits)" if negate else ""
    return Made(
        f"std::vector<uint8_t> @f({BYTES} table)",
        body,
        oracle,
        lambda r: [_table(r, unit, 5)],
        (
            f"Reverse a direct HDMA table (count + {unit} byte{'s' * (unit > 1)}, 00 at the end): last entry first{minus}, terminator kept at the end.",
            f"Write a function that turns a scanline effect upside down: the entries of the HDMA table come in the opposite order{minus}. An entry is a line count (1-127) and {unit} data byte{'s' * (unit > 1)}, and a count of 0 ends the table, also in the result.",
            f"How do I mirror a gradient for the reflection in the water? Take the entries from the last to the first, each with its own count{minus}; {unit + 1} bytes an entry, 00 terminates.",
            f"e1 e2 ... en 00 -> en ... e2 e1 00{', data negated' if negate else ''}; e = count, {unit} byte{'s' * (unit > 1)}",
            f"The lower half of the screen shall run through the same values as the upper half, backwards{minus.replace(' and', '; and')}. Make that table of the given one (plain counts, {unit} byte{'s' * (unit > 1)} each, zero at the end).",
        ),
    )


def circle_window(rng: random.Random) -> Made:
    lines = rng.choice((224, 32, 64))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (int y = 0; y < @lines; ++y) {
          int dy = y - cy, half = -1;
          if (dy * dy <= radius * radius) {
            half = 0;
            while ((half + 1) * (half + 1) + dy * dy <= radius * radius) ++half;
          }
          int left = std::max(0, cx - half), right = std::min(255, cx + half);
          if (half < 0 || left > right) {
            left = @off0;
            right = @off1;
          }
          out.push_back(left);
          out.push_back(right);
        }
        return out;
        """,
        lines=lines,
        off0=(off := rng.choice(((1, 0), (255, 0))))[0],
        off1=off[1],
    )

    def oracle(cx: int, cy: int, radius: int) -> list[int]:
        out: list[int] = []
        limit = radius * radius
        for y in range(lines):
            columns = [x for x in range(256) if (x - cx) ** 2 + (y - cy) ** 2 <= limit]
            out += [columns[0], columns[-1]] if columns else list(off)
        return out

    return Made(
        "std::vector<uint8_t> @f(int cx, int cy, int radius)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 128, 255, -10, r.randrange(256))),
            r.choice((0, lines // 2, -5, r.randrange(lines))),
            r.choice((0, 1, 10, 50, r.randrange(100))),
        ],
        (
            f"Circle window for {lines} lines: per line the left and right edge (both inside) of all x in 0-255 with (x - cx)^2 + (y - cy)^2 <= radius^2; {off[0]}, {off[1]} if there are none.",
            f"Write a function that computes the window positions of a round spotlight. For each of the lines y = 0 to {lines - 1} output two bytes: the smallest and the largest x from 0 to 255 whose distance from (cx, cy) is at most `radius` (radius >= 0, exact, no rounding). On lines without such an x the pair is {off[0]}, {off[1]} (left > right: window closed). The center may be off the screen.",
            f"How do I make the iris effect (circle closing around the player)? I need WH0/WH1 pairs for {lines} scanlines. Inside means dx^2 + dy^2 <= radius^2; clip to 0..255; empty lines {off[0]}, {off[1]}.",
            f"y = 0..{lines - 1}: min x, max x of {{0 <= x <= 255, (x - cx)^2 + (y - cy)^2 <= r^2}}, or {off[0]}, {off[1]}",
            f"At the end of my stage a circle around (cx, cy) closes. For every frame compute left and right window edge of {lines} lines ({2 * lines} bytes) for the current radius. Where the circle isn't: {off[0]} and {off[1]}.",
        ),
    )


def wedge_window(rng: random.Random) -> Made:
    off = rng.choice(((255, 0), (1, 0)))
    body = cpp(
        """
        std::vector<uint8_t> out;
        for (int y = 0; y < lines; ++y) {
          int left = @l0, right = @r0;
          if (y >= top && y < bottom) {
            left = left0 + (left1 - left0) * (y - top) / (bottom - top);
            right = right0 + (right1 - right0) * (y - top) / (bottom - top);
          }
          out.push_back(left);
          out.push_back(right);
        }
        return out;
        """,
        l0=off[0],
        r0=off[1],
    )

    def oracle(lines: int, top: int, bottom: int, left0: int, right0: int, left1: int, right1: int) -> list[int]:
        out: list[int] = []
        for y in range(lines):
            pair = list(off)
            if y in range(top, bottom):
                pair = []
                for a, b in ((left0, left1), (right0, right1)):
                    way = abs(b - a) * (y - top) // (bottom - top)
                    pair.append(a + way if b > a else a - way)
            out += pair
        return [value % 256 for value in out]

    def given(r: random.Random) -> list[int]:
        top = r.choice((0, 3, r.randrange(20)))
        return [r.choice((8, 16, 30)), top, top + r.choice((1, 4, 7, 12)), *(r.randrange(256) for _ in range(4))]

    return Made(
        "std::vector<uint8_t> @f(int lines, int top, int bottom, int left0, int right0, int left1, int right1)",
        body,
        oracle,
        given,
        (
            f"Trapezoid window: WH0/WH1 for `lines` lines; from line top to bottom - 1 the edges go linearly from left0/right0 to left1/right1: a + (b - a) * (y - top) / (bottom - top), rounded towards zero in the division; elsewhere {off[0]}, {off[1]}.",
            f"Write a function that makes window data for a light beam. For each line y from 0 to lines - 1 output left and right edge. For top <= y < bottom an edge is start + (end - start) * (y - top) / (bottom - top), where the division drops its fraction (towards zero); start values are left0 and right0, end values left1 and right1, all 0 to 255, and bottom is larger than top. The other lines get {off[0]} and {off[1]}. If left is larger than right, leave it so.",
            f"How do I draw a searchlight with one window? Two bytes a line; between top (included) and bottom (excluded) both edges are interpolated as C does integers: a + (b - a) * n / height. Lines above and below: {off[0]}, {off[1]}.",
            f"y in [top, bottom): left0 + (left1 - left0) * (y - top) / (bottom - top), likewise right; else {off[0]}, {off[1]}; C division",
            f"My lighthouse throws a beam that widens downwards. Give me the pairs for all `lines` lines of the HDMA buffer: edges run straight from left0/right0 at `top` to left1/right1 at `bottom` (that line is already outside), truncated integer steps from the start value, and a closed window ({off[0]}, {off[1]}) outside.",
        ),
    )


def window_logic(rng: random.Random) -> Made:
    logic = rng.choice(("OR", "AND", "XOR", "XNOR"))
    what = rng.choice(("count", "test"))
    formula = {"OR": "one || two", "AND": "one && two", "XOR": "one != two", "XNOR": "one == two"}[logic]
    inv = rng.choice(((False, False), (True, False), (False, True)))
    first = "x >= l1 && x <= r1" if not inv[0] else "x < l1 || x > r1"
    second = "x >= l2 && x <= r2" if not inv[1] else "x < l2 || x > r2"
    if what == "test":
        signature = "bool @f(int x, int l1, int r1, int l2, int r2)"
        body = f"bool one = {first}, two = {second};\nreturn {formula};"
    else:
        signature = "int @f(int l1, int r1, int l2, int r2)"
        body = f"int masked = 0;\nfor (int x = 0; x < 256; ++x) {{\n  bool one = {first}, two = {second};\n  if ({formula}) ++masked;\n}}\nreturn masked;"

    def oracle(*numbers: int) -> int:
        l1, r1, l2, r2 = numbers[-4:]
        every = set(range(256))
        one = {x for x in every if l1 <= x <= r1} if not inv[0] else {x for x in every if not l1 <= x <= r1}
        two = {x for x in every if l2 <= x <= r2} if not inv[1] else {x for x in every if not l2 <= x <= r2}
        area = {"OR": one | two, "AND": one & two, "XOR": one ^ two, "XNOR": every - (one ^ two)}[logic]
        return len(area) if what == "count" else int(numbers[0] in area)

    def given(r: random.Random) -> list[int]:
        edges = [r.choice((0, 255, 100, r.randrange(256))) for _ in range(4)]
        return [*([r.choice((0, 255, *edges, r.randrange(256)))] if what == "test" else []), *edges]

    names = [
        f"window {n + 1} (l{n + 1} to r{n + 1}, {'inverted: it covers what is outside of its edges' if inv[n] else 'both edges inside'})"
        for n in (0, 1)
    ]
    law = {
        "OR": "if at least one covers it",
        "AND": "if both cover it",
        "XOR": "if exactly one covers it",
        "XNOR": "if both or neither cover it",
    }[logic]
    wanted = "whether column x is masked" if what == "test" else "how many of the 256 columns of a line are masked"
    return Made(
        signature,
        body,
        oracle,
        given,
        (
            f"PPU windows with {logic} logic: {wanted}. {names[0][0].upper() + names[0][1:]}, {names[1]}; left > right is an empty range.",
            f"Write a function that returns {wanted}. There are {names[0]} and {names[1]}. The two are combined by {logic}: a column is masked {law}. A left edge larger than the right one means that no column lies between the edges. All numbers are 0 to 255.",
            f"How do I emulate the window mask of one scanline? {names[0]}; {names[1]}; combined with {logic} ({law}). I need {wanted}. left > right: nothing is inside.",
            f"{wanted}: {'!' if inv[0] else ''}(l1 <= x <= r1) {logic} {'!' if inv[1] else ''}(l2 <= x <= r2), x = 0..255",
            f"In my PPU viewer both windows are on for BG1, {logic} selected{', window ' + str(inv.index(True) + 1) + ' inverted' if any(inv) else ''}. From the four edges (inclusive; reversed edges give an empty window before inversion) tell me {wanted}.",
        ),
    )


def wave_offsets(rng: random.Random) -> Made:
    form = rng.choice(("bytes", "words"))
    shift = rng.choice((3, 4, 5))
    body = cpp(
        """
        std::vector<@kind> out;
        for (int y = 0; y < lines; ++y) {
          int sample = static_cast<int8_t>(wave[(phase + y * step) % wave.size()]);
          out.push_back(base + (sample * strength >> @shift));
        }
        return out;
        """,
        kind="uint8_t" if form == "bytes" else "uint16_t",
        shift=shift,
    )

    def oracle(wave: list[int], phase: int, step: int, strength: int, base: int, lines: int) -> list[int]:
        samples = [value if value < 128 else value - 256 for value in wave]
        out = []
        at = phase
        for _ in range(min(lines, 512)):
            out.append((base + samples[at % len(samples)] * strength // 2**shift) % (256 if form == "bytes" else 65536))
            at += step
        return out

    bits = 8 if form == "bytes" else 16
    return Made(
        f"std::vector<{'uint8_t' if form == 'bytes' else 'uint16_t'}> @f({BYTES} wave, int phase, int step, int strength, int base, int lines)",
        body,
        oracle,
        lambda r: [
            r.randbytes(r.choice((4, 8, 16))),
            r.randrange(32),
            r.choice((1, 2, 3)),
            r.choice((0, 1, 1 << shift, r.randrange(64))),
            r.choice((0, 250, 0x1F0)),
            r.choice((0, 1, 8, 20)),
        ],
        (
            f"Water wobble: for each of `lines` lines y the scroll value base + (sample * strength >> {shift}), sample = signed byte wave[(phase + y * step) mod size]; arithmetic shift, {bits} bits kept.",
            f"Write a function that computes the horizontal offsets of a wave effect. `wave` is a table of signed bytes that repeats (not empty). Line y takes its element number phase + y * step; multiplied by `strength` and divided by {1 << shift} rounding down (also for negative products), added to `base`, cut to {bits} bits. phase, step and strength are not negative. Return the values of `lines` lines.",
            f"How do I make a heat haze table? offset(y) = base + floor(wave[(phase + y * step) % n] * strength / {1 << shift}), samples are two's complement bytes, result {bits}-bit; y = 0 to lines - 1.",
            f"out[y] = (base + (s8(wave[(phase + y * step) % n]) * strength >> {shift})) & {'$FF' if bits == 8 else '$FFFF'}",
            f"Under water my background swings: a sine table of signed bytes, a phase that I raise each frame, `step` entries further on each line, amplitude `strength` (units of 1/{1 << shift}, floored). I want the BG scroll of every line, `base` included, as {bits}-bit values.",
        ),
    )


def parallax_table(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Strip", "Band", "Layer")), (("int", "height"), ("int", "speed")))
    shift = rng.choice((4, 8, 8))
    mask = rng.choice((0x1FF, 0x3FF, 0xFFFF))
    body = cpp(
        """
        std::vector<uint8_t> table;
        for (const @name& one : strips) {
          int scroll = (camera * one.speed >> @shift) & @mask;
          for (int left = one.height; left > 0; left -= 127) {
            table.push_back(std::min(left, 127));
            table.push_back(scroll & 0xFF);
            table.push_back(scroll >> 8);
          }
        }
        table.push_back(0);
        return table;
        """,
        name=struct.name,
        shift=shift,
        mask=hexadecimal(mask),
    )

    def oracle(strips: list[Record], camera: int) -> list[int]:
        out: list[int] = []
        for strip in strips:
            height, speed = vars(strip).values()
            scroll = camera * speed // 2**shift % (mask + 1)
            while height > 0:
                out += [min(height, 127), scroll % 256, scroll // 256]
                height -= min(height, 127)
        return [*out, 0]

    def given(r: random.Random) -> list[object]:
        names = [name for _, name in struct.fields]
        return [
            [
                Record(
                    names,
                    [
                        r.choice((1, 32, 127, 128, 200, r.randrange(1, 255))),
                        r.choice((0, 1, 1 << shift, 1 << (shift - 1), r.randrange(300))),
                    ],
                )
                for _ in range(r.randrange(0, 4))
            ],
            r.choice((0, 1, 0x100, r.randrange(0x2000))),
        ]

    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{struct.name}>& strips, int camera)",
        body,
        oracle,
        given,
        (
            f"Parallax by HDMA: for every strip (top to bottom) a count and its scroll word camera * speed / {1 << shift} (rounded down, & {hexadecimal(mask)}, low byte first); a height over 127 is split into 127s and the rest; 00 at the end.",
            f"Write a function that builds the scroll table of a background with several speeds. Each strip has a height in lines (at least 1) and a speed; its scroll value is camera * speed divided by {1 << shift}, rounded down, its lower {mask.bit_length()} bits. An entry of the table is a line count of at most 127 and the value, low byte first. Strips higher than 127 lines use several entries, as many with 127 as fit first. A 0 ends it. Neither camera nor speed is negative.",
            f"How do I scroll clouds, hills and ground at different speeds with HDMA? Entries count, low, high; scroll = (camera * speed >> {shift}) & {hexadecimal(mask)}; counts up to 127, larger strips in pieces (127, 127, ..., rest); terminator 00.",
            f"per strip: {{min(rest, 127), lo, hi}}*, scroll = (camera * speed >> {shift}) & ${mask:X}; then 0",
            f"My sky has bands that move with a fraction of the camera ({1 << shift} = full speed). Give me the HDMA data for the scroll register: band by band, no more than 127 lines an entry (full entries first), words little-endian masked with {hexadecimal(mask)}, closing zero. Bands with equal scroll are not merged.",
        ),
        (struct,),
    )


def coldata_lines(rng: random.Random) -> Made:
    channels = rng.choice((("red",), ("blue",), ("green", "blue"), ("red", "green", "blue"), ("red", "blue")))
    bits = {"red": 0x20, "green": 0x40, "blue": 0x80}
    mixed = sum(bits[name] for name in channels)
    body = cpp(
        """
        std::vector<uint8_t> table;
        for (size_t at = 0; at < levels.size();) {
          size_t count = 1;
          while (at + count < levels.size() && levels[at + count] == levels[at] && count < 127) ++count;
          table.push_back(count);
          table.push_back(@bits | std::min<int>(levels[at], 31));
          at += count;
        }
        table.push_back(0);
        return table;
        """,
        bits=hexadecimal(mixed),
    )
    body = body.replace(
        "levels[at + count] == levels[at]", "std::min<int>(levels[at + count], 31) == std::min<int>(levels[at], 31)"
    )

    def oracle(levels: list[int]) -> list[int]:
        return _runs([[mixed + sorted((0, level, 31))[1]] for level in levels])

    def given(r: random.Random) -> list[object]:
        out: list[int] = []
        for _ in range(r.randrange(0, 6)):
            out += [r.choice((0, 31, 32, 40, r.randrange(32)))] * r.choice((1, 2, 127, 130, r.randrange(1, 40)))
        return [out]

    which = " and ".join(channels)
    return Made(
        f"std::vector<uint8_t> @f({BYTES} levels)",
        body,
        oracle,
        given,
        (
            f"HDMA table for COLDATA ($2132) from one intensity a line, for {which} (bits {hexadecimal(mixed)}): intensities over 31 are 31; equal neighbours share an entry of up to 127 lines; 00 ends.",
            f"Write a function that makes a sky gradient table. `levels` has an intensity for each scanline; more than 31 counts as 31. The data byte is {hexadecimal(mixed)} + intensity ({which}; bit 5 selects red, bit 6 green, bit 7 blue). Runs of equal bytes, from the top and at most 127 lines long, become entries of a line count and the byte; then a 0.",
            f"How do I get a fixed-color gradient in {which}? One level a line in, direct HDMA table for $2132 out: count (max 127), byte {hexadecimal(mixed)} | min(level, 31), joined greedily where the byte is the same, finished with 00.",
            f"run lengths (<= 127) of ${mixed:X} | min(level, 31), then 0",
            f"Color math adds a fixed color that changes down the screen ({which} only). From the intensities of all lines, capped at 31, generate the table: for each stretch of equal bytes its length and the COLDATA byte, a stretch over 127 lines in pieces of 127 and the rest. End mark 0.",
        ),
    )


def lines_of_two_registers(rng: random.Random) -> Made:
    what = rng.choice(("scroll", "raster"))
    if what == "scroll":
        body = cpp(
            """
            std::vector<uint16_t> out;
            int value = start;
            size_t next = 0;
            for (int y = 0; y < lines; ++y) {
              while (next + 1 < changes.size() && changes[next] <= y) {
                value = changes[next + 1];
                next += 2;
              }
              out.push_back(value);
            }
            return out;
            """
        )

        def oracle(changes: list[int], start: int, lines: int) -> list[int]:
            pairs = list(zip(changes[::2], changes[1::2], strict=False))
            return [([start] + [value for line, value in pairs if line <= y])[-1] for y in range(min(lines, 512))]

        return Made(
            f"std::vector<uint16_t> @f({WORDS} changes, uint16_t start, int lines)",
            body,
            oracle,
            lambda r: [
                [
                    number
                    for line in sorted(r.randrange(20) for _ in range(r.randrange(0, 5)))
                    for number in (line, r.getrandbits(16))
                ]
                + r.choice(([], [3])),
                r.getrandbits(16),
                r.choice((0, 1, 10, 20)),
            ],
            (
                "Expand IRQ splits to one scroll value per line: `changes` = pairs (line, value) with ascending lines; a value holds from its line on, `start` before the first; of several on one line the last counts.",
                "Write a function that simulates raster splits. `changes` holds pairs of a scanline and a register value, the lines never descending. Every line from 0 to lines - 1 shows the value of the last pair whose line is not greater, and `start` if there is none. A single number at the end of the list is ignored. Return the value of each line.",
                "How do I preview a status bar split? The list says: at line L the scroll becomes V (flat pairs, sorted by L; equal L: the later pair wins). I want the scroll of lines 0 .. lines - 1, beginning with `start`. An incomplete pair at the end doesn't count.",
                "out[y] = V of the last (L, V) with L <= y, else start; y = 0..lines - 1",
                "My game sets the scroll in IRQs at certain lines (pairs line, value, in order). For the editor's picture I need each line's scroll; above the first split it is `start`, an unpaired last number means nothing.",
            ),
        )
    limit = rng.choice((1, 2, 4))
    body = f"std::vector<uint16_t> out;\nint before = 0;\nfor (size_t y = 0; y < lines.size(); ++y) {{\n  if (y > 0 && std::abs(lines[y] - before) < {limit}) continue;\n  out.push_back(y);\n  out.push_back(lines[y]);\n  before = lines[y];\n}}\nreturn out;"

    def changed(lines: list[int]) -> list[int]:
        out: list[int] = []
        for y, value in enumerate(lines):
            if not out or not out[-1] - limit < value < out[-1] + limit:
                out += [y, value]
        return out

    def values(r: random.Random) -> list[object]:
        value = r.randrange(0x8000)
        out = []
        for _ in range(r.randrange(0, 16)):
            value = max(0, value + r.choice((0, 0, 1, -1, limit, -limit, 100)))
            out.append(value)
        return [out]

    rule = (
        "differs from the last value written"
        if limit == 1
        else f"differs by {limit} or more from the last value written"
    )
    return Made(
        f"std::vector<uint16_t> @f({WORDS} lines)",
        body,
        changed,
        values,
        (
            f"Turn a value per scanline into IRQ splits: flat pairs (line, value) for line 0 and for each line whose value {rule}.",
            f"Write a function that finds out when a register must be written. `lines` has the wanted value of each scanline. The first line is always written; after that a line is written only if its value {rule}. Return the line number and the value of each write, one after the other.",
            f"How do I reduce raster writes? Output pairs line, value: always for line 0, and whenever the value {rule} (unsigned 16-bit values, no wrapping).",
            f"(y, v[y]) for y = 0 or |v[y] - last written| >= {limit}",
            f"My raster bars cost too much time, so I write the register only if the new value {rule}. From the list of all lines make the list of writes (line, value, line, value ...). Nothing in, nothing out.",
        ),
    )


RECIPES = (
    crop_hdma_top,
    hdma_with_repeats,
    join_hdma_tables,
    check_hdma,
    lines_written,
    upside_down_table,
    circle_window,
    wedge_window,
    window_logic,
    wave_offsets,
    parallax_table,
    coldata_lines,
    lines_of_two_registers,
)
