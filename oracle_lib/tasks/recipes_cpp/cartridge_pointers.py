"""Where things lie in a cartridge: other mappings, save RAM, kinds of addresses, pointer tables without a stored length."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORDS, Made, of_recipes

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _words(values: list[int]) -> bytes:
    return b"".join(one.to_bytes(2, "little") for one in values)


def exhirom_offset(rng: random.Random) -> Made:
    bad = rng.choice((-1, -1, 0))
    upper = rng.random() < 0.5
    extra = "\nif (bank < 0x40 && address >= 0x8000) return 0x400000 + bank * 0x10000 + address;" if upper else ""
    body = cpp(
        """
        const int bank = snes >> 16 & 0xFF, address = snes & 0xFFFF;
        if (bank >= 0xC0) return (bank - 0xC0) * 0x10000 + address;
        if (bank >= 0x40 && bank <= 0x7D) return 0x400000 + (bank - 0x40) * 0x10000 + address;@extra
        return @bad;
        """,
        extra=extra,
        bad=bad,
    )

    def oracle(snes: int) -> int:
        bank = snes >> 16
        if bank in range(0xC0, 0x100):
            return snes % 0x400000
        if bank in range(0x40, 0x7E):
            return snes
        return snes + 0x400000 if upper and bank < 0x40 and snes % 0x10000 >= 0x8000 else bad

    more = (
        " Banks $00-$3F show, from $8000 on, the same data as banks $40-$7F would (so $00:8000 is $408000)."
        if upper
        else ""
    )
    rest = "anything else" if upper else "all other banks"
    return Made(
        "int @f(uint32_t snes)",
        body,
        oracle,
        lambda r: [
            (r.choice((0xC0, 0xFF, 0x40, 0x7D, 0x7E, 0x7F, 0x80, 0xBF, 0, 0x3F, r.randrange(256))) << 16)
            + r.choice((0, 0x7FFF, 0x8000, 0xFFFF, r.randrange(0x10000)))
        ],
        (
            f"Write a function that converts a 24-bit ExHiROM address to an offset of an unheadered file. Banks $C0-$FF hold the first 4 MiB, banks $40-$7D continue at 0x400000, 64 KiB a bank.{more} Return {bad} for {rest}.",
            f"ExHiROM -> PC: $C0-$FF is 0x000000 up, $40-$7D is 0x400000 up.{more} {bad} for {rest}.",
            f"How do I find a byte of a 6 MB ROM in the file? The game is ExHiROM: full banks C0..FF come first in the file, then 40..7D.{more} For {rest} I want {bad}.",
            f"My editor supports LoROM and HiROM; add ExHiROM. Address to offset without copier header: ($C0-$FF -> first 64 banks of the file, $40-$7D -> from 4 MiB on).{more} Result {bad} for {rest}.",
        ),
    )


def headered_file_offset(rng: random.Random) -> Made:
    unit = rng.choice((0x8000, 0x400))
    hirom = rng.random() < 0.4
    kind = "HiROM" if hirom else "LoROM"
    inner = "snes & 0x3FFFFF" if hirom else "(snes >> 16 & 0x7F) * 0x8000 + (snes & 0x7FFF)"
    body = cpp(
        """
        uint32_t offset = @inner;
        if (file_size % @unit == 0x200) offset += 0x200;
        if (offset >= file_size) return std::nullopt;
        return offset;
        """,
        inner=inner,
        unit=hexadecimal(unit),
    )

    def oracle(snes: int, size: int) -> int | None:
        bank, address = divmod(snes, 0x10000)
        place = bank % 64 * 0x10000 + address if hirom else bank % 128 * 0x8000 + address - 0x8000
        place += 512 * (size % unit == 512)
        return place if place < size else None

    def given(r: random.Random) -> list[int]:
        size = r.randrange(1, 40) * 0x8000 + r.choice((0, 0x200))
        bank = r.choice((0, 1, 5, r.randrange(40))) + (0xC0 if hirom else r.choice((0, 0x80)))
        return [bank << 16 | r.choice((0x8000, 0xFFFF, r.randrange(0x8000, 0x10000))), size]

    how = (
        "banks $C0-$FF, 64 KiB each, the file begins at $C0:0000"
        if hirom
        else "32 KiB a bank at $8000-$FFFF, bank $80 + b mirrors bank b, which is at b * 0x8000"
    )
    where = "(banks $C0 and above)" if hirom else "(upper half of a bank below $7E or above $7F)"
    return Made(
        "std::optional<uint32_t> @f(uint32_t snes, uint32_t file_size)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells where in a file a {kind} address {where} lies: {how}. If file_size % {hexadecimal(unit)} is 0x200, a copier header of 512 bytes stands first and shifts everything. Return an empty optional if the file has no such byte.",
            f"{kind} address -> place in the file on disk, copier header (size % {hexadecimal(unit)} == 512) taken into account; nullopt past the end. The address is ROM {where}.",
            f"How can I seek to `snes` in an .smc or .sfc? {kind}, {how}; a 512-byte header is there exactly when the size modulo {hexadecimal(unit)} is 512. Nothing (nullopt) at or beyond file_size.",
            f"Users type {kind} addresses {where} and I must fseek. {how[0].upper() + how[1:]}. Add 0x200 where the file size leaves 0x200 when divided by {hexadecimal(unit)}; if the byte would be outside the file there is no result.",
        ),
    )


def entries_of_unsized_table(rng: random.Random) -> Made:
    first_only = rng.random() < 0.4
    base = rng.choice((0x8000, 0xC000, 0x9000))
    body = cpp(
        """
        size_t end = bank.size(), count = 0;
        while (table + 2 * count + 2 <= end) {
          const size_t target = (bank[table + 2 * count] | bank[table + 2 * count + 1] << 8) - @base;
          @rule
          ++count;
        }
        return count;
        """,
        base=hexadecimal(base),
        rule="if (count == 0) end = std::min(end, target);"
        if first_only
        else "if (target >= table) end = std::min(end, target);",
    )

    def oracle(bank: list[int], table: int) -> int:
        seen: list[int] = []
        for at in range(table, len(bank) - 1, 2):
            stops = seen[:1] if first_only else [one for one in seen if one >= table]
            if any(at + 2 > one for one in stops):
                break
            seen.append(bank[at] + 256 * bank[at + 1] - base)
        return len(seen)

    def given(r: random.Random) -> list[object]:
        table, count = r.randrange(0, 10), r.randrange(1, 7)
        size = table + 2 * count + r.randrange(1, 20)
        targets = [r.randrange(table + 2 * count, size) for _ in range(count)]
        if r.random() < 0.8:
            targets[0 if first_only else r.randrange(count)] = table + 2 * count
        if not first_only and table and r.random() < 0.4:
            targets[-1] = r.randrange(table)
        data = bytearray(r.randbytes(size))
        for i in range(table + 2 * count, size - 1, 2):
            data[i : i + 2] = _words([base + r.randrange(table + 2 * count, size)])
        data[table : table + 2 * count] = _words([base + one for one in targets])
        return [bytes(data), table]

    rule = (
        "the first entry's target is where the table ends"
        if first_only
        else "it ends where the lowest target at or behind its start begins (among the entries read so far; targets before the table don't bound it)"
    )
    return Made(
        f"int @f({BYTES} bank, size_t table)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds out how many entries a pointer table has whose length is stored nowhere. `bank` is seen by the console from ${base:04X} on, the table starts at index `table`, entries are little-endian 16-bit addresses of this bank. Data follow the table, so {rule}; an entry must end at or before that place and before the end of `bank`. All pointers lead into `bank`.",
            f"Number of pointers in a table with no count? 16-bit entries, bank[0] = ${base:04X}, {rule}; only whole entries count, and `bank` is a limit as well.",
            f"How many rooms does this pointer table cover? Nobody wrote down its size, but {rule}. Entries: words (low byte first) minus ${base:04X} = index in `bank`, valid ones all; stop as soon as the next entry would not end by then (or by the end of `bank`).",
            f"Guess the length of a word pointer table at bank[table]: {rule}. bank[i] is at ${base:04X} + i, an entry that would reach beyond this end, or beyond the bank, is none.",
        ),
    )


def sizes_from_starts(rng: random.Random) -> Made:
    shared = rng.choice(("same", "zero"))
    body = (
        cpp(
            """
            std::vector<int> sizes;
            for (uint16_t start : starts) {
              int next = end;
              for (uint16_t other : starts)
                if (other > start) next = std::min<int>(next, other);
              sizes.push_back(next - start);
            }
            return sizes;
            """
        )
        if shared == "same"
        else cpp(
            """
            std::vector<int> sizes;
            for (size_t i = 0; i < starts.size(); ++i) {
              int next = end;
              for (size_t j = 0; j < starts.size(); ++j) {
                if (starts[j] > starts[i]) next = std::min<int>(next, starts[j]);
                if (starts[j] == starts[i] && j > i) next = starts[i];
              }
              sizes.push_back(next - starts[i]);
            }
            return sizes;
            """
        )
    )

    def oracle(starts: list[int], end: int) -> list[int]:
        ordered = sorted(range(len(starts)), key=lambda i: (starts[i], i))
        sizes = [0] * len(starts)
        for rank, i in enumerate(ordered):
            later = [starts[j] for j in ordered[rank + 1 :]]
            if shared == "same":
                later = [one for one in later if one > starts[i]]
            sizes[i] = (later[0] if later else end) - starts[i]
        return sizes

    def given(r: random.Random) -> list[object]:
        starts = [r.randrange(0x8000, 0x8100) for _ in range(r.randrange(6))]
        starts += r.choices(starts, k=r.randrange(3)) if starts else []
        r.shuffle(starts)
        return [starts, 0x8100 + r.randrange(0x20)]

    rule = (
        "blocks with the same start are one block and have the same size"
        if shared == "same"
        else "of several blocks with the same start only the last in the list has it, the others are empty"
    )
    return Made(
        f"std::vector<int> @f({WORDS} starts, int end)",
        body,
        oracle,
        given,
        (
            f"Write a function that derives the sizes of blocks from their start addresses, which come in any order: a block reaches to the next higher start, the one with the highest start to `end` (not included, above all starts); {rule}. Sizes in the order of `starts`.",
            f"block sizes from a pointer list (unsorted): next higher start - start, last one up to `end`; {rule}",
            f"How long is each song? I only have the pointers, in no order, and the end of the bank's data. A song ends where the next one in memory begins; {rule}. One size a pointer please.",
            f"Every level ends where the level stored behind it starts, the last at `end`. The pointer table isn't sorted, and {rule}. Give the length of each, in table order.",
        ),
    )


def own_relative_pointers(rng: random.Random) -> Made:
    base = rng.choice(("entry", "behind", "table"))
    big = rng.random() < 0.3
    low, high = ("data[at + 1]", "data[at]") if big else ("data[at]", "data[at + 1]")
    plus = {
        "entry": "static_cast<int>(at) + ",
        "behind": "static_cast<int>(at) + 2 + ",
        "table": "static_cast<int>(table) + ",
    }[base]
    body = cpp(
        """
        std::vector<int> targets;
        for (int i = 0; i < count; ++i) {
          const size_t at = table + 2 * i;
          targets.push_back(@plus static_cast<int16_t>(@low | @high << 8));
        }
        return targets;
        """,
        plus=plus.strip(),
        low=low,
        high=high,
    )

    def oracle(data: list[int], table: int, count: int) -> list[int]:
        out = []
        for i in range(count):
            at = table + i * 2
            step = int.from_bytes(bytes(data[at : at + 2]), "big" if big else "little", signed=True)
            out.append(step + {"entry": at, "behind": at + 2, "table": table}[base])
        return out

    def given(r: random.Random) -> list[object]:
        count, table = r.randrange(5), r.randrange(6)
        steps = [r.choice((0, -1, 1, -2, r.randrange(-300, 300), -32768, 32767)) for _ in range(count)]
        raw = b"".join(one.to_bytes(2, "big" if big else "little", signed=True) for one in steps)
        return [r.randbytes(table) + raw + r.randbytes(2), table, count]

    said = {
        "entry": "the position of the entry itself",
        "behind": "the position right behind the entry",
        "table": "the start of the table",
    }[base]
    order = "big-endian" if big else "little-endian"
    return Made(
        f"std::vector<int> @f({BYTES} data, size_t table, int count)",
        body,
        oracle,
        given,
        (
            f"Write a function that resolves a table of relative pointers: `count` entries of 16 bits, {order} and signed (two's complement), from index `table` on, each counted from {said}. Return the targets as indices of `data`; they may well lie outside of it.",
            f"targets of {order} signed word offsets, relative to {said}; `count` of them from `table` on, no range check",
            f"How do I turn self-relative pointers into positions? They are int16, {order}, and 0 means {said}. There are `count`, starting at data[table]. No clipping of the results.",
            f"The sound driver of this game stores distances instead of addresses ({order}, signed 16-bit), measured from {said}. List where the `count` entries at `table` lead to.",
        ),
    )


def long_table_in_three(rng: random.Random) -> Made:
    order = rng.sample(("low", "high", "bank"), 3)
    shift = {"low": 0, "high": 8, "bank": 16}
    minus = rng.random() < 0.3
    address = "(address - 1)" if minus else "address"
    lines = [
        f"for (uint32_t address : addresses) table.push_back({f'{address} >> {shift[one]} & 0xFF' if shift[one] else f'{address} & 0xFF'});"
        for one in order
    ]
    body = "\n".join(["std::vector<uint8_t> table;", *lines, "return table;"])

    def oracle(addresses: list[int]) -> list[int]:
        raw = [(one - minus).to_bytes(3, "little") for one in addresses]
        return [one[("low", "high", "bank").index(part)] for part in order for one in raw]

    less = ", each lowered by 1 as RTL wants it" if minus else ""
    listed = f"all {order[0]} bytes, then all {order[1]} bytes, then all {order[2]} bytes"
    return Made(
        "std::vector<uint8_t> @f(const std::vector<uint32_t>& addresses)",
        body,
        oracle,
        lambda r: [[r.choice((0x8000, 0x10000, 0xFFFFFF, r.randrange(1, 1 << 24))) for _ in range(r.randrange(6))]],
        (
            f"Write a function that lays out 24-bit addresses as three byte tables, one behind the other: {listed}{less}. No address is 0.",
            f"Split long pointers{less}: {listed}.",
            f"How do I export my jump targets for a game that indexes {order[0]}, {order[1]} and {order[2]} tables with X? The tables follow each other in this order, one byte an address{less}; addresses are 1 to $FFFFFF.",
            f"addresses -> [{order[0]} x n][{order[1]} x n][{order[2]} x n]{less}; low = bits 0-7, high = bits 8-15, bank = bits 16-23; none is 0",
        ),
    )


def first_bad_pointer(rng: random.Random) -> Made:
    null = rng.choice((None, 0, 0xFFFF))
    low = rng.choice((0x8000, 0xA000, 0xC000))
    skip = f"if (pointers[i] == {hexadecimal(null)}) continue;\n  " if null is not None else ""
    ascending = rng.random() < 0.4
    track = "\n  if (pointers[i] < before) return i;\n  before = pointers[i];" if ascending else ""
    head = "uint16_t before = 0;\n" if ascending else ""
    body = f"{head}for (size_t i = 0; i < pointers.size(); ++i) {{\n  {skip}if (pointers[i] < {hexadecimal(low)} || pointers[i] >= end) return i;{track}\n}}\nreturn -1;"

    def oracle(pointers: list[int], end: int) -> int:
        good = [(i, one) for i, one in enumerate(pointers) if one != null]
        for place, (i, one) in enumerate(good):
            if not low <= one < end or (ascending and place and one < good[place - 1][1]):
                return i
        return -1

    def given(r: random.Random) -> list[object]:
        end = low + r.randrange(0x40, 0x400)
        values = [r.randrange(low, end) for _ in range(r.randrange(7))]
        if ascending:
            values.sort()
        for _ in range(r.choice((0, 0, 1, 2))):
            if values:
                values[r.randrange(len(values))] = r.choice((end, low - 1, low, end - 1, 0, 0xFFFF))
        if null is not None and r.random() < 0.5:
            values.insert(r.randrange(len(values) + 1), null)
        return [values, end]

    none = f' Entries of ${null:04X} mean "nothing here" and are always fine.' if null is not None else ""
    order = (
        " It is also bad if it is below the pointer before it"
        + (" (nothing-entries do not count)." if null is not None else ".")
        if ascending
        else ""
    )
    return Made(
        f"int @f({WORDS} pointers, int end)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a pointer table and returns the index of the first bad entry, -1 if all are good. A good pointer is at least ${low:04X} and below `end`.{none}{order}",
            f"sanity check for 16-bit pointers: ${low:04X} <= p < end, first offender's index or -1.{none}{order}",
            f"How can I find the entry that crashes my hack? Valid targets are ${low:04X} up to, not including, `end`.{none}{order} I want the number of the first invalid one (counted from 0) or -1.",
            f"Before saving, my tool validates the room pointers: in the range [${low:04X}, end).{none}{order} Report the index of the first that fails, or -1 when the table is sound.",
        ),
    )


def alias_of_entry(rng: random.Random) -> Made:
    own = rng.random() < 0.5
    body = cpp(
        """
        std::vector<int> result;
        for (int i = 0; i < static_cast<int>(pointers.size()); ++i) {
          const int first = std::find(pointers.begin(), pointers.end(), pointers[i]) - pointers.begin();
          result.push_back(@value);
        }
        return result;
        """,
        value="first" if own else "first < i ? first : -1",
    )

    def oracle(pointers: list[int]) -> list[int]:
        seen: dict[int, int] = {}
        out = []
        for i, one in enumerate(pointers):
            out.append(seen.get(one, i if own else -1))
            seen.setdefault(one, i)
        return out

    rule = "itself where there is no earlier one" if own else "-1 where there is no earlier one"
    return Made(
        f"std::vector<int> @f({WORDS} pointers)",
        body,
        oracle,
        lambda r: [[r.choice((0x8000, 0x8010, 0x9000, r.randrange(0x8000, 0x8004))) for _ in range(r.randrange(9))]],
        (
            f"Write a function that finds shared data: for each entry of the pointer table, give the index of the first entry with the same pointer, {rule}.",
            f"pointers -> index of first equal entry ({rule})",
            f"Some rooms of my game use the header of another room because their pointers are equal. For each room, which is the first room with its pointer? ({rule[0].upper() + rule[1:]}.)",
            f"How do I keep aliases when I export a pointer table? I need, entry by entry, the number of the first one that points to the same place: {rule}.",
        ),
    )


def operand_size(rng: random.Random) -> Made:
    body = cpp(
        """
        const int bank = address >> 16 & 0xFF, low = address & 0xFFFF;
        const bool system = bank <= 0x3F || (bank >= 0x80 && bank <= 0xBF);
        const bool work = (system || bank == 0x7E) && low < 0x2000;
        if (work && low >= dp && low <= dp + 0xFF) return 1;
        if (bank == db) return 2;
        const bool data_system = db <= 0x3F || (db >= 0x80 && db <= 0xBF);
        if (work && (data_system || db == 0x7E)) return 2;
        return 3;
        """
    )

    def oracle(address: int, dp: int, db: int) -> int:
        def mirrors(bank: int) -> bool:
            return bank % 0x80 < 0x40 or bank == 0x7E

        bank, low = divmod(address, 0x10000)
        ram = low < 0x2000 and mirrors(bank)
        if ram and low - dp in range(256):
            return 1
        return 2 if bank == db or (ram and mirrors(db)) else 3

    def given(r: random.Random) -> list[int]:
        dp = r.choice((0, 0x100, 0x1F00, r.randrange(0x1F01)))
        bank = r.choice((0, 0x7E, 0x7F, 0x80, 0x3F, 0x40, 0xC0))
        low = r.choice((dp, dp + 0xFF, dp + 0x100, 0x1FFF, 0x2000, 0x8000, r.randrange(0x2000)))
        return [bank << 16 | low, dp, r.choice((bank, bank, 0, 0x7E, 0x7F, 0x80, 0x40))]

    mirror = "$0000-$1FFF of bank $7E, which banks $00-$3F and $80-$BF show as well"
    return Made(
        "int @f(uint32_t address, int dp, int db)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns how many operand bytes a load from the 24-bit `address` needs at least: 1 if it lies in the first 8 KiB of WRAM ({mirror}) and its offset in there is within 256 bytes from the direct page register `dp` (at most $1F00) on; else 2 if its bank is the data bank `db`, or if it lies in these 8 KiB and `db` is a bank that shows them; else 3.",
            f"shortest addressing for a 24-bit address: 1 = direct page (dp..dp+$FF, low RAM), 2 = absolute (reachable through db), 3 = long. Low RAM is {mirror}; only that mirror counts, and dp <= $1F00.",
            f"How does an assembler pick dp, absolute or long? In mine: low RAM ({mirror}) within [dp, dp + $FF] takes 1 byte, whatever the bank; what has bank db, or is low RAM seen from db too, takes 2; the rest takes 3. dp is at most $1F00.",
            f"Optimiser hint: size of the operand for `address` with D = dp (0 to $1F00) and B = db. Low WRAM is {mirror}. In D's 256 bytes of it: 1. Same bank as B, or low WRAM while B is one of those banks: 2. Otherwise 3.",
        ),
    )


def save_ram_place(rng: random.Random) -> Made:
    hirom = rng.random() < 0.5
    bad = rng.choice(("-1", "none"))
    failed = "-1" if bad == "-1" else "std::nullopt"
    returns = "int" if bad == "-1" else "std::optional<uint32_t>"
    if hirom:
        check = "(bank & 0x7F) < 0x30 || (bank & 0x7F) > 0x3F || low < 0x6000 || low > 0x7FFF"
        place = "((bank & 0x0F) * 0x2000 + low - 0x6000) % size"
        said = "banks $30-$3F (and $B0-$BF as mirrors) show 8 KiB each at $6000-$7FFF, bank $30 the first"
    else:
        check = "(bank & 0x7F) < 0x70 || (bank & 0x7F) > 0x7D || low > 0x7FFF"
        place = "((bank & 0x0F) * 0x8000 + low) % size"
        said = "banks $70-$7D (and $F0-$FD as mirrors) show 32 KiB each at $0000-$7FFF, bank $70 the first"
    body = (
        f"const uint32_t bank = snes >> 16 & 0xFF, low = snes & 0xFFFF;\nif ({check}) return {failed};\nreturn {place};"
    )

    def oracle(snes: int, size: int) -> int | None:
        bank, low = divmod(snes, 0x10000)
        first, count, start, piece = (0x30, 16, 0x6000, 0x2000) if hirom else (0x70, 14, 0, 0x8000)
        if bank % 128 in range(first, first + count) and low in range(start, start + piece):
            return (piece * (bank % 128 - first) + low - start) % size
        return -1 if bad == "-1" else None

    def given(r: random.Random) -> list[int]:
        banks = (
            (0x30, 0x3F, 0xB0, 0xBF, 0x2F, 0x40, 0x31) if hirom else (0x70, 0x7D, 0x7E, 0xF0, 0xFD, 0x6F, 0x71, 0xFE)
        )
        lows = (
            (0x6000, 0x7FFF, 0x8000, 0x5FFF, r.randrange(0x6000, 0x8000), r.randrange(0x6000, 0x8000))
            if hirom
            else (0, 0x7FFF, 0x8000, r.randrange(0x8000), r.randrange(0x8000))
        )
        return [r.choice(banks) << 16 | r.choice(lows), r.choice((0x800, 0x2000, 0x8000))]

    kind = "HiROM" if hirom else "LoROM"
    none = "-1" if bad == "-1" else "an empty optional"
    return Made(
        f"{returns} @f(uint32_t snes, uint32_t size)",
        body,
        oracle,
        given,
        (
            f"Write a function that converts a 24-bit {kind} address into an offset of the .srm file, which has `size` bytes: {said}, and smaller save RAM repeats in them (offset modulo `size`). Return {none} for addresses that show no save RAM.",
            f"{kind} SRAM address -> offset in the save, modulo `size`. {said[0].upper() + said[1:]}. Else {none}.",
            f"How do I find a variable of the battery save? The cartridge is {kind}: {said}. RAM of `size` bytes is mirrored throughout. Not SRAM: {none}.",
            f"A watch list of my emulator holds bus addresses, my save viewer wants offsets. {kind} save RAM: {said}. Reduce modulo `size`; give {none} for everything else on the bus.",
        ),
    )


def kind_of_address(rng: random.Random) -> Made:
    kinds = ("wram", "registers", "rom", "other")
    values = dict(zip(kinds, rng.choice((("ram", "io", "rom", "?"), ("WRAM", "HW", "ROM", "open"))), strict=True))
    body = cpp(
        """
        const int bank = address >> 16 & 0xFF, low = address & 0xFFFF;
        if (bank == 0x7E || bank == 0x7F) return "@wram";
        if (low >= 0x8000) return "@rom";
        if ((bank & 0x7F) >= 0x40) return "@other";
        if (low < 0x2000) return "@wram";
        if ((low >= 0x2100 && low < 0x2200) || (low >= 0x4200 && low < 0x4400)) return "@registers";
        return "@other";
        """,
        **values,
    )

    def oracle(address: int) -> str:
        bank, low = f"{address:06X}"[:2], f"{address:06X}"[2:]
        if bank in ("7E", "7F"):
            return values["wram"]
        if low[0] in "89ABCDEF":
            return values["rom"]
        if bank[0] in "012389AB":
            if low[0] in "01":
                return values["wram"]
            if low[:2] in ("21", "42", "43"):
                return values["registers"]
        return values["other"]

    w, g, o, q = values["wram"], values["registers"], values["rom"], values["other"]
    return Made(
        "std::string @f(uint32_t address)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 0x3F, 0x40, 0x7D, 0x7E, 0x7F, 0x80, 0xBF, 0xC0, 0xFF)) << 16
            | r.choice((0, 0x1FFF, 0x2000, 0x2100, 0x21FF, 0x2200, 0x4200, 0x43FF, 0x4400, 0x7FFF, 0x8000, 0xFFFF))
        ],
        (
            f'Write a function that says what a 24-bit address of a LoROM game shows: banks $7E and $7F are "{w}"; in other banks $8000-$FFFF is "{o}"; in banks $00-$3F and $80-$BF $0000-$1FFF is "{w}" too, $2100-$21FF and $4200-$43FF are "{g}"; everything else is "{q}".',
            f'classify a bus address: "{w}" (banks 7E/7F; 0000-1FFF of 00-3F/80-BF), "{o}" (8000-FFFF of the rest), "{g}" (2100-21FF, 4200-43FF of 00-3F/80-BF), else "{q}"',
            f'How do I label accesses in a trace? "{w}": bank 7E, bank 7F, and the first 8 KiB of the system banks (00-3F, 80-BF). "{o}": upper half of every bank but 7E and 7F. "{g}": $21xx, $42xx and $43xx of the system banks. "{q}": what is left.',
            f'My debugger colours addresses by what is there. Bank 7E or 7F: "{w}". Otherwise, from $8000 on: "{o}". Below that only banks 00 to 3F and 80 to BF have something: "{w}" below $2000, "{g}" at $2100-$21FF and $4200-$43FF. All the rest: "{q}".',
        ),
    )


def chain_of_nodes(rng: random.Random) -> Made:
    base = rng.choice((0x8000, 0, 0x2000))
    end = rng.choice((0, 0xFFFF)) if base else 0xFFFF
    wanted = rng.choice(("count", "list"))
    where = rng.choice((0, 1, 2))
    target = "(data[at] | data[at + 1] << 8)".replace("at + 1", f"at + {where + 1}").replace(
        "data[at]", f"data[at + {where}]" if where else "data[at]"
    )
    minus = f" - {hexadecimal(base)}" if base else ""
    body = cpp(
        """
        std::vector<bool> seen(data.size());
        @result;
        for (int pointer = start; pointer != @end;) {
          const size_t at = pointer@minus;
          if (seen[at]) return @loop;
          seen[at] = true;
          @step;
          pointer = @target;
        }
        return result;
        """,
        result="int result = 0" if wanted == "count" else "std::vector<uint16_t> result",
        end=hexadecimal(end),
        minus=minus,
        loop="-1" if wanted == "count" else "{}",
        step="++result" if wanted == "count" else "result.push_back(pointer)",
        target=target,
    )

    def oracle(data: list[int], start: int) -> int | list[int]:
        path: list[int] = []
        while start != end and start not in path:
            path.append(start)
            node = data[start - base :][where : where + 2]
            start = node[1] << 8 | node[0]
        if start != end:
            return -1 if wanted == "count" else []
        return len(path) if wanted == "count" else path

    def given(r: random.Random) -> list[object]:
        size = where + 2
        count = r.randrange(1, 6)
        places = [base + i * size for i in range(count)]
        if end == 0 and base == 0:
            places = [one + size for one in places]
        r.shuffle(places)
        data = bytearray(r.randbytes(size * (count + 1)))
        for i, one in enumerate(places):
            following = places[i + 1] if i + 1 < count else (r.choice(places) if r.random() < 0.3 else end)
            data[one - base + where : one - base + size] = following.to_bytes(2, "little")
        return [bytes(data), r.choice((places[0], places[0], r.choice(places), end))]

    result = "how many nodes there are" if wanted == "count" else "their addresses in order"
    loop = "-1" if wanted == "count" else "an empty vector"
    link = (
        f"the little-endian address at byte {where} of a node is that of the next"
        if where
        else "a node begins with the little-endian address of the next"
    )
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<uint16_t>'} @f({BYTES} data, uint16_t start)",
        body,
        oracle,
        given,
        (
            f"Write a function that follows a linked list from address `start` and returns {result}: {link}, and ${end:04X} ends the list (`start` may be that already). Address a is data[a{minus}]. If the list runs in a circle, return {loop}. All addresses are valid.",
            f"walk a list of nodes ({link}; ${end:04X} = end; address {hexadecimal(base)} is data[0]); return {result}; circular: {loop}",
            f"How do I list the chained events of a map? Start at `start`; {link}; stop at ${end:04X}. data[0] has address ${base:04X}. I want {result}, but {loop} if an event comes back that was visited already.",
            f"Linked entries in a data bank whose first byte is at ${base:04X}: {link}, ${end:04X} is no node but the end. Return {result}. Broken data may loop for ever; then return {loop}.",
        ),
    )


def pointers_per_bank(rng: random.Random) -> Made:
    half = rng.choice((True, False))
    most = rng.random() < 0.5
    fold = " & 0x7F" if half else ""
    if most:
        body = f"std::map<int, int> count;\nfor (uint32_t one : pointers) ++count[one >> 16{fold}];\nint best = -1;\nfor (auto [bank, n] : count)\n  if (best < 0 || n > count[best]) best = bank;\nreturn best;"
        returns = "int"
    else:
        body = f"std::map<int, int> count;\nfor (uint32_t one : pointers) ++count[one >> 16{fold}];\nstd::vector<int> result;\nfor (auto [bank, n] : count) {{\n  result.push_back(bank);\n  result.push_back(n);\n}}\nreturn result;"
        returns = "std::vector<int>"

    def oracle(pointers: list[int]) -> int | list[int]:
        tally = Counter(one // 65536 % (128 if half else 256) for one in pointers)
        if most:
            return min(tally, key=lambda bank: (-tally[bank], bank)) if tally else -1
        return [part for bank in sorted(tally) for part in (bank, tally[bank])]

    wanted = (
        "the bank that most of them lead to (the lowest of several, -1 without pointers)"
        if most
        else "bank, number of pointers, next bank, its number and so on, for each bank that occurs, ascending"
    )
    mirror = (
        " Banks $80-$FF are the mirrors of $00-$7F and count as these."
        if half
        else " (bits 16-23 are the bank; mirrors count apart.)"
    )
    return Made(
        f"{returns} @f(const std::vector<uint32_t>& pointers)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((0x01, 0x02, 0x81, 0x0A, 0x82)) << 16 | r.randrange(0x8000, 0x10000)
                for _ in range(r.randrange(9))
            ]
        ],
        (
            f"Write a function that counts 24-bit pointers by bank and returns {wanted}.{mirror}",
            f"long pointers by bank -> {wanted}.{mirror}",
            f"How do I see in which banks a game keeps its graphics? Take the long pointers of its table and tell me {wanted}.{mirror}",
            f"Statistics for a list of SNES addresses: {wanted}.{mirror}",
        ),
    )


def order_by_target(rng: random.Random) -> Made:
    rank = rng.random() < 0.5
    if rank:
        body = cpp(
            """
            std::vector<int> places;
            for (uint16_t one : pointers) {
              int lower = 0;
              for (uint16_t other : std::set<uint16_t>(pointers.begin(), pointers.end())) lower += other < one;
              places.push_back(lower);
            }
            return places;
            """
        )
        said = "for each entry, how many different lower addresses the table holds (so equal pointers get the same number, and the lowest address 0)"
    else:
        body = cpp(
            """
            std::vector<int> order(pointers.size());
            std::iota(order.begin(), order.end(), 0);
            std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return pointers[a] < pointers[b]; });
            return order;
            """
        )
        said = "the indices of the entries in the order of their addresses, lowest first, equal ones in table order"

    def oracle(pointers: list[int]) -> list[int]:
        if rank:
            known = sorted(set(pointers))
            return [known.index(one) for one in pointers]
        return [i for _, i in sorted((one, i) for i, one in enumerate(pointers))]

    return Made(
        f"std::vector<int> @f({WORDS} pointers)",
        body,
        oracle,
        lambda r: [[r.choice((0x8000, 0x9234, 0xFFFF, r.randrange(0x8000, 0x8100))) for _ in range(r.randrange(8))]],
        (
            f"Write a function that puts a pointer table in relation to the order of the data: return {said}.",
            f"pointer table -> {said}",
            f"How do I know in which order blocks lie in the bank? The table has their addresses. I need {said}.",
            f"To repack a bank without changing the order of its blocks, I want {said}.",
        ),
    )


def fill_missing_pointers(rng: random.Random) -> Made:
    null = rng.choice((0, 0xFFFF))
    how = rng.choice(("before", "default", "after"))
    report = rng.random() < 0.5
    if how == "default":
        fix = "pointers[i] = fallback;"
    elif how == "before":
        fix = "pointers[i] = i > 0 ? pointers[i - 1] : fallback;"
    else:
        fix = "pointers[i] = i + 1 < pointers.size() ? pointers[i + 1] : fallback;"
    loop = (
        "for (size_t i = pointers.size(); i-- > 0;)"
        if how == "after"
        else "for (size_t i = 0; i < pointers.size(); ++i)"
    )
    body = f"{'int filled = 0;' if report else ''}\n{loop} {{\n  if (pointers[i] != {hexadecimal(null)}) continue;\n  {fix}{chr(10) + '  ++filled;' if report else ''}\n}}\n{'return filled;' if report else ''}".strip()

    def oracle(pointers: list[int], fallback: int) -> int:
        empty = [i for i, one in enumerate(pointers) if one == null]
        known = [one if one != null else None for one in pointers]
        for i in empty:
            near = known[:i][::-1] if how == "before" else known[i + 1 :] if how == "after" else []
            pointers[i] = next((one for one in near if one is not None), fallback)
        return len(empty)

    def given(r: random.Random) -> list[object]:
        return [
            [r.choice((null, null, r.randrange(0x8000, 0xFFFF))) for _ in range(r.randrange(8))],
            r.randrange(0x8000, 0xFFFF),
        ]

    rule = {
        "default": "`fallback`",
        "before": "the nearest real pointer before it, or `fallback` where there is none",
        "after": "the nearest real pointer behind it, or `fallback` where there is none",
    }[how]
    told = " Return how many entries were filled." if report else ""
    return Made(
        f"{'int' if report else 'void'} @f(std::vector<uint16_t>& pointers, uint16_t fallback)",
        body,
        oracle,
        given,
        (
            f"Write a function that fills the holes of a pointer table: every entry that is ${null:04X} becomes {rule}. `fallback` is a real pointer.{told}",
            f"replace null pointers (${null:04X}) by {rule}{'; count them' if report else ''}",
            f"How do I get rid of empty entries before the game follows them? ${null:04X} stands for no data; put in {rule}.{told}",
            f"Unused rooms have the pointer ${null:04X}, and the new engine can't cope with that. Let each of them use {rule}.{told}",
        ),
    )


def bank_byte_fix(rng: random.Random) -> Made:
    old, new = rng.sample((0x0D, 0x1B, 0x22, 0x28, 0xA8, 0x40), 2)
    fast = rng.random() < 0.5
    match = f"(table[i + 2] & 0x7F) == {hexadecimal(old % 128)}" if fast else f"table[i + 2] == {hexadecimal(old)}"
    put = f"(table[i + 2] & 0x80) | {hexadecimal(new % 128)}" if fast else hexadecimal(new)
    body = f"int changed = 0;\nfor (size_t i = 0; i + 3 <= table.size(); i += 3) {{\n  if ({match}) {{\n    table[i + 2] = {put};\n    ++changed;\n  }}\n}}\nreturn changed;"

    def oracle(table: list[int]) -> int:
        changed = 0
        for at in range(2, len(table), 3):
            bank = table[at]
            if fast and bank in (old % 128, old % 128 + 128):
                table[at] = bank - old % 128 + new % 128
                changed += 1
            elif not fast and bank == old:
                table[at] = new
                changed += 1
        return changed

    def given(r: random.Random) -> list[bytes]:
        banks = (old, old % 128, old % 128 + 128, new, 0x7E)
        return [
            b"".join(r.randbytes(2) + bytes([r.choice(banks)]) for _ in range(r.randrange(6)))
            + r.choice((b"", b"\x0d", bytes([1, old])))
        ]

    mirror = (
        f"bank ${old % 128:02X} or its fast mirror ${old % 128 + 128:02X} (bit 7 stays as it is)"
        if fast
        else f"bank ${old:02X} exactly"
    )
    goal = f"${new % 128:02X}" + (f" or ${new % 128 + 128:02X}" if fast else "") if fast else f"${new:02X}"
    return Made(
        f"int @f({BUFFER} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that redirects a whole bank: in a table of 24-bit little-endian pointers (low, high, bank), each one into {mirror} now leads to bank {goal}, the 16-bit address unchanged. One or two bytes left over at the end are no pointer. Return how many were changed.",
            f"3-byte pointers, bank byte last: {mirror} -> {goal}; result = number changed; ignore an incomplete last entry",
            f"How do I update long pointers after I moved bank ${old % 128 if fast else old:02X}'s contents? Only the third byte of each entry changes: {mirror} becomes {goal}. Count the changes; a rest shorter than 3 bytes is to be left alone.",
            f"All my level data went from {mirror} to {goal}, at the same addresses. Patch the table of long pointers (low byte, high byte, bank byte each; an incomplete last one is no entry) and tell me how many entries that concerned.",
        ),
    )


RECIPES = (
    exhirom_offset,
    headered_file_offset,
    entries_of_unsized_table,
    sizes_from_starts,
    own_relative_pointers,
    long_table_in_three,
    first_bad_pointer,
    alias_of_entry,
    operand_size,
    save_ram_place,
    kind_of_address,
    chain_of_nodes,
    pointers_per_bank,
    order_by_target,
    fill_missing_pointers,
    bank_byte_fix,
)
