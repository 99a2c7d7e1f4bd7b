"""Battery saves as a tool keeps them: generations, blank and broken slots, migration, import, flags, merged progress."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "save files"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def slot_state(rng: random.Random) -> Made:
    size = rng.choice((8, 12, 16))
    total = rng.choice((0x00, 0xFF, 0x5A))
    names = rng.choice((("empty", "ok", "broken"), ("blank", "valid", "corrupt"), ("-", "good", "bad")))
    blanks = rng.choice(((0x00, 0xFF), (0xFF,), (0x00,)))
    listed = " or ".join(f"${one:02X}" for one in blanks)
    all_blank = " || ".join(
        f"std::all_of(begin, end, [](uint8_t b) {{ return b == {hexadecimal(one)}; }})" for one in blanks
    )
    body = cpp(
        """
        const auto begin = sram.begin() + slot * @size, end = begin + @size;
        if (@blank) return "@empty";
        uint8_t sum = 0;
        for (auto at = begin; at != end; ++at) sum += *at;
        return sum == @total ? "@ok" : "@broken";
        """,
        size=size,
        blank=all_blank,
        empty=names[0],
        total=hexadecimal(total),
        ok=names[1],
        broken=names[2],
    )

    def oracle(sram: list[int], slot: int) -> str:
        part = sram[size * slot :][:size]
        if len(set(part)) == 1 and part[0] in blanks:
            return names[0]
        return names[1 if sum(part) % 256 == total else 2]

    def given(r: random.Random) -> list[object]:
        slots = []
        for _ in range(3):
            part = bytearray(r.randbytes(size))
            part[-1] = (total - sum(part[:-1])) % 256
            slots.append(r.choice((bytes(part), r.randbytes(size), bytes(size), b"\xff" * size)))
        return [b"".join(slots), r.randrange(3)]

    return Made(
        f"std::string @f({BYTES} sram, int slot)",
        body,
        oracle,
        given,
        (
            f'Write a function that tells the state of save slot `slot` (0 to 2, {size} bytes each, from the start of `sram`): "{names[0]}" if all of its bytes are {listed}{" (the same value in all)" if len(blanks) > 1 else ""}, else "{names[1]}" if they add up to 0x{total:02X} modulo 256, else "{names[2]}".',
            f'slot state, 3 slots of {size} bytes: all {listed} -> "{names[0]}"; byte sum == ${total:02X} mod 256 -> "{names[1]}"; else "{names[2]}"{" (blank means one value throughout)" if len(blanks) > 1 else ""}',
            f'How do I tell unused slots from damaged ones? Slots have {size} bytes, one after the other. Filled with {listed} alone is "{names[0]}", whatever it sums to{"; a mixture of the two is not" if len(blanks) > 1 else ""}. Otherwise the 8-bit sum of a healthy slot ("{names[1]}") is ${total:02X}, and anything else is "{names[2]}".',
            f'File menu of my save editor: for slot `slot` show "{names[0]}" (every byte {listed}{", all alike" if len(blanks) > 1 else ""}), "{names[1]}" (sum of its {size} bytes, low 8 bits, is {total}) or "{names[2]}". The test for emptiness comes first.',
        ),
    )


def newest_generation(rng: random.Random) -> Made:
    bits = rng.choice((8, 16))
    size = rng.choice((4, 8))
    at = rng.randrange(0, size - 1)
    half, top = 1 << bits - 1, (1 << bits) - 1
    read = f"sram[i * {size} + {at}]" if bits == 8 else f"(sram[i * {size} + {at}] | sram[i * {size} + {at + 1}] << 8)"
    body = cpp(
        """
        const int count = sram.size() / @size;
        int best = -1, newest = 0;
        for (int i = 0; i < count; ++i) {
          const int number = @read;
          const int ahead = (number - newest) & @top;
          if (best < 0 || (ahead != 0 && ahead < @half)) {
            best = i;
            newest = number;
          }
        }
        return best;
        """,
        size=size,
        read=read.replace(" + 0]", "]"),
        top=hexadecimal(top),
        half=hexadecimal(half),
    )

    def oracle(sram: list[int]) -> int:
        numbers = [
            int.from_bytes(bytes(sram[i * size + at :][: bits // 8]), "little") for i in range(len(sram) // size)
        ]
        best = -1
        for i, one in enumerate(numbers):
            if best < 0 or 0 < (one - numbers[best]) % (2 * half) < half:
                best = i
        return best

    def given(r: random.Random) -> list[bytes]:
        start = r.choice((0, top, top - 1, r.randrange(top)))
        numbers = [(start + r.choice((0, 1, 2, 3, top))) & top for _ in range(r.randrange(5))]
        out = b""
        for one in numbers:
            part = bytearray(r.randbytes(size))
            part[at : at + bits // 8] = one.to_bytes(bits // 8, "little")
            out += part
        return [out]

    what = f"a byte at offset {at}" if bits == 8 else f"a little-endian word at offset {at}"
    return Made(
        f"int @f({BYTES} sram)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the newest of several save copies of {size} bytes that fill `sram`. Each has {what} that goes up by 1 with every save and wraps from ${top:X} to 0. Going through the copies in order, one takes the lead if its counter is ahead of the leader's by 1 to {half - 1}, modulo {top + 1}. Return its number from 0, or -1 if there are none.",
            f"latest copy by a wrapping {bits}-bit counter ({what} of {size}): scan in order, i beats best iff 0 < (c[i] - c[best]) mod {top + 1} < {half}; first copy leads at first; -1 if sram is empty",
            f"Which of the saves is the latest? My game rotates through copies of {size} bytes and counts saves in {what}, which overflows to 0. So compare like a sequence number: newer is less than {half} steps ahead (and not equal) modulo {top + 1}. One pass from the first copy, keeping the best; -1 for no copies.",
            f"Wear levelling: {size}-byte records, {what} is the generation. Start with record 0, and switch to a later record whenever the difference of its generation to that of the best so far, as {bits}-bit unsigned, lies between 1 and {half - 1}. The result is an index (-1 without records).",
        ),
    )


def migrate_slot(rng: random.Random) -> Made:
    old, at = rng.choice((8, 10, 12)), rng.randrange(2, 6)
    gap = rng.choice((1, 2, 4))
    value = rng.choice((0, 0, 0xFF, 3))
    check = rng.choice(("sum", "xor"))
    operator = "+=" if check == "sum" else "^="
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (size_t slot = 0; slot < old_save.size(); slot += @old) {
          auto begin = old_save.begin() + slot;
          std::vector<uint8_t> fresh(begin, begin + @body);
          fresh.insert(fresh.begin() + @at, @gap, @value);
          uint8_t check = 0;
          for (uint8_t one : fresh) check @operator one;
          result.insert(result.end(), fresh.begin(), fresh.end());
          result.push_back(check);
        }
        return result;
        """,
        old=old,
        body=old - 1,
        at=at,
        gap=gap,
        value=hexadecimal(value) if value > 9 else value,
        operator=operator,
    )

    def oracle(save: list[int]) -> list[int]:
        out: list[int] = []
        for i in range(0, len(save), old):
            part = save[i : i + at] + [value] * gap + save[i + at : i + old - 1]
            mark = 0
            for one in part:
                mark = (mark + one) % 256 if check == "sum" else mark ^ one
            out += [*part, mark]
        return out

    how = "the 8-bit sum" if check == "sum" else "the XOR"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} old_save)",
        body,
        oracle,
        lambda r: [r.randbytes(old * r.randrange(4))],
        (
            f"Write a function that converts a save file to a new format. Old slots have {old} bytes, the last of them a check byte. A new slot gets {gap} more byte{'s' * (gap > 1)} of value {value} in front of offset {at}, and its last byte is again a check byte: {how} of all bytes before it in the slot. Slots follow one another; the file has whole slots only.",
            f"migrate saves: per {old}-byte slot, insert {gap} x ${value:02X} at offset {at}, recompute the last byte ({how} of the rest)",
            f"My update adds {gap} byte{'s' * (gap > 1)} to every save slot; how do old saves get there? A slot of {old} bytes grows by {gap}: what was at offset {at} and later moves back, the new space is filled with {value}. The final byte of a slot must be {how} of the others and has to be computed anew; old ones needn't be verified.",
            f"Version 2 of the hack has a longer slot ({old} -> {old + gap} bytes). Convert all slots of `old_save`: new field{'s' * (gap > 1)} at offset {at} with the default {value}, everything else in order, check byte at the very end = {how} over the bytes before it.",
        ),
    )


def repair_mirrors(rng: random.Random) -> Made:
    size = rng.choice((4, 6, 8))
    wipe = rng.choice((0, 0xFF))
    body = cpp(
        """
        const size_t half = sram.size() / 2;
        std::vector<int> report;
        for (size_t at = 0; at < half; at += @size) {
          auto good = [&](size_t start) {
            uint8_t sum = 0;
            for (size_t i = 0; i + 1 < @size; ++i) sum += sram[start + i];
            return sum == sram[start + @size - 1];
          };
          const bool main = good(at), mirror = good(at + half);
          if (main) std::copy_n(sram.begin() + at, @size, sram.begin() + at + half);
          else if (mirror) std::copy_n(sram.begin() + at + half, @size, sram.begin() + at);
          else {
            std::fill_n(sram.begin() + at, @size, @wipe);
            std::fill_n(sram.begin() + at + half, @size, @wipe);
          }
          report.push_back(main ? 0 : mirror ? 1 : 2);
        }
        return report;
        """,
        size=size,
        wipe=hexadecimal(wipe),
    )

    def oracle(sram: list[int]) -> list[int]:
        pieces = [sram[i : i + size] for i in range(0, len(sram), size)]
        count = len(pieces) // 2
        report = []
        for i in range(count):
            both = (pieces[i], pieces[i + count])
            state = next((n for n, one in enumerate(both) if sum(one[:-1]) % 256 == one[-1]), 2)
            pieces[i] = pieces[i + count] = [wipe] * size if state == 2 else both[state]
            report.append(state)
        sram[:] = [byte for one in pieces for byte in one]
        return report

    def given(r: random.Random) -> list[bytes]:
        def slot() -> bytes:
            part = r.randbytes(size - 1)
            return part + bytes([(sum(part) + (r.random() < 0.4)) % 256])

        count = r.randrange(4)
        main = [slot() for _ in range(count)]
        return [b"".join(main) + b"".join(r.choice((one, slot())) for one in main)]

    return Made(
        f"std::vector<int> @f({BUFFER} sram)",
        body,
        oracle,
        given,
        (
            f"Write a function that repairs saves which are stored twice: the first half of `sram` has slots of {size} bytes, the second half their mirrors in the same order. In a good copy the last byte is the 8-bit sum of the {size - 1} before it. A good slot is copied over its mirror; otherwise a good mirror is copied over the slot; if neither is good both are filled with {hexadecimal(wipe)}. Return for each slot 0 (it was good), 1 (taken from the mirror) or 2 (lost).",
            f"heal mirrored saves ({size}-byte slots, mirrors in the second half, last byte = sum of the rest mod 256): main good -> refresh mirror, 0; else mirror good -> restore, 1; else fill both with ${wipe:02X}, 2",
            f"How does a game recover from a power cut while saving? Every slot ({size} bytes, byte {size - 1} is the sum of the others) has a twin half a file later. The main copy wins if its sum is right, then the twin; what wins is written over the other. Both wrong: both become ${wipe:02X}. I'd like a list of 0, 1, 2 for these cases.",
            f"On boot, check slots and mirrors. `sram` = all slots, then all mirrors, {size} bytes each, closing with an 8-bit sum of their other bytes. Afterwards slot and mirror agree: from the slot if valid (report 0), else from the mirror if that is (1), else erased to {wipe} (2).",
        ),
    )


def count_flags_in_range(rng: random.Random) -> Made:
    high = rng.random() < 0.3
    base = rng.choice((0, 2, 4))
    result = rng.choice(("count", "percent", "first"))
    bit = "0x80 >> n % 8" if high else "1 << n % 8"
    place = f"save[{base} + n / 8]" if base else "save[n / 8]"
    if result == "first":
        body = f"for (int n = from; n <= to; ++n)\n  if (!({place} & ({bit}))) return n;\nreturn -1;"
    else:
        final = "count" if result == "count" else "count * 100 / (to - from + 1)"
        body = f"int count = 0;\nfor (int n = from; n <= to; ++n)\n  if ({place} & ({bit})) ++count;\nreturn {final};"

    def oracle(save: list[int], start: int, end: int) -> int:
        marks = "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in save[base:])
        part = marks[start : end + 1]
        if len(part) != end - start + 1:
            raise ValueError("outside")
        if result == "first":
            return start + part.index("0") if "0" in part else -1
        return part.count("1") if result == "count" else 100 * part.count("1") // len(part)

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        start = r.randrange(8 * count)
        save = r.randbytes(base) + bytes(r.choice((0xFF, 0xFF, 0x7F, 0xFE, 0, r.randrange(256))) for _ in range(count))
        return [save, start, r.choice((start, 8 * count - 1, r.randrange(start, 8 * count)))]

    wanted = {
        "count": "how many of the flags are set",
        "percent": "what percentage of the flags is set, rounded down",
        "first": "the lowest number among the flags that are clear, or -1",
    }[result]
    order = "bit 7 of a byte is its first flag" if high else "bit 0 of a byte is its first flag"
    return Made(
        f"int @f({BYTES} save, int from, int to)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks at the event flags `from` to `to` (both included) of a save and returns {wanted}. Flags are stored eight to a byte from offset {base} on; {order}. `from` is not above `to` and all are inside the save.",
            f"flags from..to (inclusive, 8 a byte from save[{base}], {order}): {wanted}",
            f"How far is the player? Items have the flags `from` through `to`, packed from byte {base} of the save, {order}. Tell me {wanted}. The range is valid and not empty.",
            f"Collection screen of my hack: flags number from 0 at save[{base}], eight in each byte; {order}. For the ones from `from` up to and including `to`, {wanted}?",
        ),
    )


def newly_set_flags(rng: random.Random) -> Made:
    lost = rng.random() < 0.4
    high = rng.random() < 0.3
    value = "before[i] & ~after[i]" if lost else "after[i] & ~before[i]"
    bit = "0x80 >> bit" if high else "1 << bit"
    body = f"std::vector<int> flags;\nfor (size_t i = 0; i < before.size(); ++i)\n  for (int bit = 0; bit < 8; ++bit)\n    if ({value} & ({bit})) flags.push_back(8 * i + bit);\nreturn flags;"

    def oracle(before: list[int], after: list[int]) -> list[int]:
        def marks(data: list[int]) -> str:
            return "".join(f"{one:08b}" if high else f"{one:08b}"[::-1] for one in data)

        wanted = ("1", "0") if lost else ("0", "1")
        return [i for i, pair in enumerate(zip(marks(before), marks(after), strict=True)) if pair == wanted]

    def given(r: random.Random) -> list[bytes]:
        a = r.randbytes(r.randrange(1, 6))
        return [a, bytes(one ^ r.choice((0, 0, 1, 0x80, r.randrange(256))) for one in a)]

    order = "the highest bit first" if high else "the lowest bit first"
    change = "were set and are clear now" if lost else "were clear and are set now"
    return Made(
        f"std::vector<int> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that compares the flag bytes of two saves (same size) and returns, ascending, the numbers of the flags that {change}. Flag 8 * i + k is in byte i, {order}.",
            f"flag numbers that {change}; 8 a byte, {order}",
            f"Which event did I just trigger? I dump the flag area before and after. List the flags that {change}, numbered from 0, eight a byte, {order}.",
            f"Flag hunting: take two snapshots of equal length and show which flags {change}. Numbering runs through the bytes, {order} within each.",
        ),
    )


def merge_progress(rng: random.Random) -> Made:
    rules = [rng.choice(("or", "max", "mine", "sum")) for _ in range(rng.randrange(3, 5))]
    while len(set(rules)) < 3:
        rules = [rng.choice(("or", "max", "mine", "sum")) for _ in range(4)]
    cap = rng.choice((99, 100, 200))
    edges = sorted(rng.sample(range(1, 3 * len(rules)), len(rules) - 1))
    spans = list(zip([0, *edges], [*edges, 3 * len(rules)], strict=True))
    size = spans[-1][1]
    code = {
        "or": "a[i] |= b[i];",
        "max": "a[i] = std::max(a[i], b[i]);",
        "sum": f"a[i] = std::min(a[i] + b[i], {cap});",
    }
    lines = [
        f"for (int i = {x}; i < {y}; ++i) {code[rule]}"
        for (x, y), rule in zip(spans, rules, strict=True)
        if rule != "mine"
    ]
    body = "\n".join(lines)

    def oracle(a: list[int], b: list[int]) -> None:
        for (x, y), rule in zip(spans, rules, strict=True):
            for i in range(x, y):
                a[i] = {"or": a[i] | b[i], "max": max(a[i], b[i]), "mine": a[i], "sum": min(a[i] + b[i], cap)}[rule]

    said = {
        "or": "flags, those of both are set",
        "max": "levels, the larger one counts",
        "mine": "stay as in `a`",
        "sum": f"counters, added up to at most {cap}",
    }

    def span(x: int, y: int) -> str:
        return f"offset {x}" if y == x + 1 else f"offsets {x} to {y - 1}"

    table = "; ".join(f"{span(x, y)}: {said[rule]}" for (x, y), rule in zip(spans, rules, strict=True))
    return Made(
        f"void @f({BUFFER} a, {BYTES} b)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 1, 50, 99, 255, r.randrange(256))) for _ in range(size)), r.randbytes(size)],
        (
            f"Write a function that merges the progress of save `b` into save `a`; both have {size} bytes, unsigned. {table[0].upper() + table[1:]}.",
            f"a = merge(a, b), {size} bytes: {table}",
            f"Two players of my hack played apart for a while; how do I combine their files? {table[0].upper() + table[1:]} ({size} bytes in all, `a` is to be changed).",
            f"Co-op sync. Of the {size} bytes in each save, {table}. The outcome goes to `a`.",
        ),
    )


def save_bcd_add(rng: random.Random) -> Made:
    digits = rng.choice((4, 6))
    size = digits // 2
    big = rng.random() < 0.4
    top = 10**digits - 1
    report = rng.random() < 0.5
    index = f"{size - 1} - i" if big else "i"
    body = (
        cpp(
            """
        uint32_t money = 0, scale = 1;
        for (int i = 0; i < @size; ++i) {
          const uint8_t byte = field[@index];
          money += scale * (byte % 16) + scale * 10 * (byte / 16);
          scale *= 100;
        }
        money = std::min<uint32_t>(money + amount, @top);
        @keep
        for (int i = 0; i < @size; ++i) {
          field[@index] = money / 10 % 10 * 16 + money % 10;
          money /= 100;
        }
        @tail
        """,
            size=size,
            index=index,
            top=top,
            keep="const uint32_t result = money;" if report else "",
            tail="return result;" if report else "",
        )
        .replace("\n\n", "\n")
        .rstrip()
    )

    def oracle(field: list[int], amount: int) -> int:
        raw = bytes(field if big else field[::-1])
        total: int = min(int(raw.hex()) + amount, top)
        new = bytes.fromhex(f"{total:0{digits}d}")
        field[:] = list(new if big else new[::-1])
        return total

    def given(r: random.Random) -> list[object]:
        raw = bytes.fromhex(f"{r.choice((0, top, 99, 999, r.randrange(top), r.randrange(top))):0{digits}d}")
        return [raw if big else raw[::-1], r.choice((0, 1, 9, 99, top, r.randrange(top)))]

    order = "high" if big else "low"
    tell = " Return the new amount as a number." if report else ""
    return Made(
        f"{'uint32_t' if report else 'void'} @f({BUFFER} field, uint32_t amount)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds `amount` (at most {top}) to money stored as packed BCD in {size} bytes, {order} byte first: two decimal digits a byte, tens in the upper nibble. The sum stops at {top}.{tell}",
            f"BCD wallet, {size} bytes, {order} byte first: += amount, max {top}{'; returns it' if report else ''}",
            f"How do I give the player money in a save? It is packed BCD ({digits} digits, {order} byte first) in `field`, and {top} is the limit, also for the sum. `amount` is an ordinary number up to {top}.{tell}",
            f"The wallet of my game is kept in BCD, as two digits per byte with the {'most' if big else 'least'} significant byte first, {size} bytes. Add `amount`, up to {top} in itself; a total above {top} becomes {top}.{tell}",
        ),
    )


def import_slot(rng: random.Random) -> Made:
    size, magic = rng.choice((4, 6, 8)), rng.choice(("SV", "LK", "ZS"))
    codes = rng.choice(((1, 2, 3), (-1, -2, -3)))
    version = rng.randrange(1, 5)
    upto = rng.random() < 0.5
    test = f"file[2] > {version} || file[2] == 0" if upto else f"file[2] != {version}"
    body = cpp(
        """
        if (file.size() < 3 || file[0] != '@m0' || file[1] != '@m1') return @one;
        if (@test) return @two;
        if (file.size() != @total) return @three;
        uint8_t check = 0;
        for (size_t i = 3; i < @end; ++i) check ^= file[i];
        if (check != file[@end]) return @three;
        std::copy(file.begin() + 3, file.begin() + @end, sram.begin() + slot * @size);
        return 0;
        """.replace("@m0", magic[0]).replace("@m1", magic[1]),
        one=codes[0],
        two=codes[1],
        three=codes[2],
        test=test,
        total=size + 4,
        end=size + 3,
        size=size,
    )

    def oracle(sram: list[int], slot: int, file: list[int]) -> int:
        raw = bytes(file)
        if len(raw) < 3 or not raw.startswith(magic.encode()):
            return codes[0]
        if raw[2] not in (range(1, version + 1) if upto else (version,)):
            return codes[1]
        data, check = raw[3:-1], 0
        for one in raw[3:]:
            check ^= one
        if len(data) != size or len(raw) < 4 or check:
            return codes[2]
        sram[slot * size : slot * size + size] = list(data)
        return 0

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(size)
        check = 0
        for one in data:
            check ^= one
        file = (
            magic.encode() + bytes([r.choice((version, version, version, 1, version + 1, 0))]) + data + bytes([check])
        )
        file = r.choice(
            (file, file, file, file[:-1], file + b"\0", file[:-1] + bytes([check ^ 1]), b"XX" + file[2:], file[:2])
        )
        return [r.randbytes(3 * size), r.randrange(3), file]

    accepted = f"1 to {version}" if upto else str(version)
    return Made(
        f"int @f({BUFFER} sram, int slot, {BYTES} file)",
        body,
        oracle,
        given,
        (
            f'Write a function that imports a save slot from a file: the letters "{magic}", a version byte ({accepted} is known), {size} bytes of data, and the XOR of these {size} bytes. If the letters are wrong or there are fewer than 3 bytes return {codes[0]}, else for an unknown version {codes[1]}, else for another total size or a wrong check byte {codes[2]}, always with `sram` unchanged. Otherwise the data go to slot `slot` (0 to 2, {size} bytes each) and the result is 0.',
            f'import ["{magic}"][version][{size} bytes][XOR of them] into sram slot 0-2 ({size} bytes each). Errors in this order: {codes[0]} not "{magic}" or shorter than 3, {codes[1]} version not {accepted}, {codes[2]} wrong length or check; 0 = done. sram only changes on 0',
            f'How do I load a slot that somebody exported? The format: "{magic}", version, {size} data bytes, their XOR. Check in this order: the two letters (and that 3 bytes are there), {codes[0]}; that the version is {accepted}, {codes[1]}; exact length and XOR, {codes[2]}. Only a good file (0) overwrites the {size} bytes of slot `slot`; slots start at sram[0].',
            f'Slot exchange for my save editor: files begin with "{magic}" and a version, which must be {accepted}, then come {size} bytes for the slot and a byte that is all of them XORed. Report {codes[0]} (no such file, or not even 3 bytes), {codes[1]} (version) or {codes[2]} (size or XOR), whichever applies first, and touch nothing; on success copy and report 0. Slots lie one behind the other, {size} bytes each.',
        ),
    )


def pack_levels(rng: random.Random) -> Made:
    bits = rng.choice((2, 4))
    per = 8 // bits
    first_high = rng.random() < 0.4
    mask = (1 << bits) - 1
    clamp = rng.random() < 0.5
    value = f"std::min<int>(levels[i], {mask})" if clamp else f"(levels[i] & {mask})"
    shift = f"{8 - bits} - i % {per} * {bits}" if first_high else f"i % {per} * {bits}"
    body = f"std::vector<uint8_t> packed((levels.size() + {per - 1}) / {per});\nfor (size_t i = 0; i < levels.size(); ++i) packed[i / {per}] |= {value} << ({shift});\nreturn packed;"

    def oracle(levels: list[int]) -> list[int]:
        small = [min(one, mask) if clamp else one % (mask + 1) for one in levels]
        small += [0] * (-len(small) % per)
        out = []
        for i in range(0, len(small), per):
            group = small[i : i + per]
            out.append(int("".join(f"{one:0{bits}b}" for one in (group if first_high else group[::-1])), 2))
        return out

    side = "highest" if first_high else "lowest"
    rule = (
        f"a level above {mask} is stored as {mask}" if clamp else f"of a level only its lowest {bits} bits are stored"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} levels)",
        body,
        oracle,
        lambda r: [bytes(r.choice((0, 1, mask, mask + 1, r.randrange(256))) for _ in range(r.randrange(10)))],
        (
            f"Write a function that packs equipment levels for a save: {bits} bits each, {per} to a byte, the first in the {side} {bits} bits; {rule}. Unused bits of the last byte are 0.",
            f"{bits}-bit packing of levels, {per} a byte, first one {side}; {rule}; zero padding",
            f"How do I save item levels in less space? I'd put {per} of them into each byte, beginning with the {side} {bits} bits; {rule}. What's left over in the last byte stays 0.",
            f"Each upgrade has a level, and a save has room for {bits} bits of it. Pack them in order, {per} a byte ({side} bits first), where {rule} and missing ones count as 0.",
        ),
    )


def rotate_backups(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    skip_same = rng.random() < 0.5
    guard = "if (std::equal(save.begin(), save.end(), history.begin())) return false;\n" if skip_same else ""
    body = (
        f"{guard}std::copy_backward(history.begin(), history.end() - {size}, history.end());\nstd::copy(save.begin(), save.end(), history.begin());"
        + ("\nreturn true;" if skip_same else "")
    )

    def oracle(history: list[int], save: list[int]) -> bool:
        if len(save) != size or len(history) < size:
            raise ValueError("sizes")
        if skip_same and history[:size] == save:
            return False
        history[:] = (save + history)[: len(history)]
        return True

    def given(r: random.Random) -> list[object]:
        save = r.randbytes(size)
        copies = [r.randbytes(size) for _ in range(r.randrange(1, 5))]
        if r.random() < 0.35:
            copies[r.choice((0, -1))] = save
        return [b"".join(copies), save]

    same = (
        " If it equals the newest backup, nothing changes and the result is false; otherwise true." if skip_same else ""
    )
    return Made(
        f"{'bool' if skip_same else 'void'} @f({BUFFER} history, {BYTES} save)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds `save` ({size} bytes) to a history of backups with {size} bytes each, the newest first. The others move back by one and the oldest is dropped; the size of `history` (one backup at least) stays.{same}",
            f"push a {size}-byte backup to the front of a fixed-size history, oldest falls out.{same}",
            f"How do I keep the last few saves? `history` is a row of {size}-byte copies, the latest one at the front. Shift them all by one place, lose the last, put the new one first.{same}",
            f"Before each write my tool stores the old data. There's room for a fixed number of {size}-byte copies (never zero), in the order newest to oldest, and `save` becomes the newest.{same}",
        ),
    )


def playtime_of_slots(rng: random.Random) -> Made:
    size, at = rng.choice((8, 10, 16)), rng.randrange(2, 5)
    used = rng.choice((0x55, 0xAA, 1))
    wanted = rng.choice(("index", "total", "longest"))
    final = {"index": "return best;", "total": "return total;", "longest": "return best < 0 ? 0 : most;"}[wanted]
    body = cpp(
        """
        int best = -1;
        uint32_t most = 0, total = 0;
        for (size_t start = 0; start + @size <= sram.size(); start += @size) {
          if (sram[start] != @used) continue;
          const uint32_t frames = sram[start + @at] | sram[start + @b] << 8 | sram[start + @c] << 16;
          total += frames;
          if (best < 0 || frames > most) {
            best = start / @size;
            most = frames;
          }
        }
        @final
        """,
        size=size,
        used=hexadecimal(used),
        at=at,
        b=at + 1,
        c=at + 2,
        final=final,
    )
    if wanted == "total":
        body = f"uint32_t total = 0;\nfor (size_t start = 0; start + {size} <= sram.size(); start += {size})\n  if (sram[start] == {hexadecimal(used)}) total += sram[start + {at}] | sram[start + {at + 1}] << 8 | sram[start + {at + 2}] << 16;\nreturn total;"
    elif wanted == "index":
        body = body.replace(", total = 0", "").replace("  total += frames;\n", "")
    else:
        body = f"uint32_t most = 0;\nfor (size_t start = 0; start + {size} <= sram.size(); start += {size}) {{\n  if (sram[start] != {hexadecimal(used)}) continue;\n  most = std::max<uint32_t>(most, sram[start + {at}] | sram[start + {at + 1}] << 8 | sram[start + {at + 2}] << 16);\n}}\nreturn most;"

    def oracle(sram: list[int]) -> int:
        times = {}
        for i in range(len(sram) // size):
            slot = sram[i * size : i * size + size]
            if slot[0] == used:
                times[i] = int.from_bytes(bytes(slot[at : at + 3]), "little")
        if wanted == "total":
            return sum(times.values())
        if wanted == "longest":
            return max(times.values(), default=0)
        return min(times, key=lambda i: (-times[i], i)) if times else -1

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(1, 5)):
            slot = bytearray(r.randbytes(size))
            slot[0] = r.choice((used, used, 0, 0xFF))
            slot[at + 2] = r.choice((0, 0, slot[at + 2]))
            out += slot
        return [out + r.randbytes(r.randrange(3))]

    said = {
        "index": "the number of the slot with the longest play time (the first of several, -1 if none is used)",
        "total": "the sum of all play times",
        "longest": "the longest play time, 0 if no slot is used",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'index' else 'uint32_t'} @f({BYTES} sram)",
        body,
        oracle,
        given,
        (
            f"Write a function that goes through the whole {size}-byte slots in `sram` and returns {said}. A slot is in use if its first byte is {hexadecimal(used)}; its play time is a 24-bit little-endian number of frames at offset {at}. Unused slots do not count.",
            f"slots of {size} bytes, used iff byte 0 == ${used:02X}, frames = 24-bit LE at +{at} -> {said}",
            f"Of all used files ({size} bytes each, ${used:02X} in front), I want {said}. Frames are counted in three bytes from offset {at} on, low byte first. A rest too short for a slot is ignored.",
            f"Statistics page of my save tool: {said}. Each slot has {size} bytes, marked as used by ${used:02X} at its start, and a 24-bit frame counter (low byte first) {at} bytes in; incomplete slots at the end are none.",
        ),
    )


RECIPES = (
    slot_state,
    newest_generation,
    migrate_slot,
    repair_mirrors,
    count_flags_in_range,
    newly_set_flags,
    merge_progress,
    save_bcd_add,
    import_slot,
    pack_levels,
    rotate_backups,
    playtime_of_slots,
)
