"""Free space and what fills it: holes chosen and kept as lists, pages, plans for blocks in banks, sizes of an image."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "ROM layout"
SIZES = "const std::vector<uint32_t>&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _hole(rng: random.Random) -> Struct:
    return Struct(rng.choice(("Hole", "Block", "Space", "FreeArea")), (("u32", "start"), ("u32", "size")))


def _holes(r: random.Random, most: int = 5, gap: int = 1) -> list[Record]:
    at, out = r.randrange(8), []
    for _ in range(r.randrange(most + 1)):
        size = r.randrange(1, 12)
        out.append(Record(("start", "size"), (at, size)))
        at += size + r.randrange(gap, 8)
    return out


def _freckled(r: random.Random, size: int, fill: int) -> bytes:
    out = b""
    while len(out) < size:
        out += r.choice((bytes([fill]) * r.randrange(1, 10), r.randbytes(r.randrange(1, 4))))
    return out[:size]


def hole_by_rule(rng: random.Random) -> Made:
    fill = rng.choice((0, 0xFF))
    rule = rng.choice(("smallest", "largest", "last"))
    better = {
        "smallest": "best < 0 || size < best_size",
        "largest": "best < 0 || size > best_size",
        "last": "true",
    }[rule]
    body = cpp(
        """
        int best = -1;
        size_t best_size = 0;
        for (size_t start = 0; start < rom.size();) {
          size_t end = start;
          while (end < rom.size() && rom[end] == @fill) ++end;
          const size_t size = end - start;
          if (size >= length@better) {
            best = start;
            best_size = size;
          }
          start = end + 1;
        }
        return best;
        """,
        fill=hexadecimal(fill),
        better="" if rule == "last" else f" && ({better})",
    )
    if rule == "last":
        body = (
            body.replace("size_t best_size = 0;\n", "")
            .replace(" {\n      best = start;\n      best_size = size;\n    }", " best = start;")
            .replace(" {\n    best = start;\n    best_size = size;\n  }", " best = start;")
        )

    def oracle(rom: list[int], length: int) -> int:
        runs: list[tuple[int, int]] = []
        for i, one in enumerate(rom):
            if one == fill and runs and sum(runs[-1]) == i:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            elif one == fill:
                runs.append((i, 1))
        fits = [one for one in runs if one[1] >= length]
        if not fits:
            return -1
        if rule == "last":
            return fits[-1][0]
        return min(fits, key=lambda one: one[1] * (1 if rule == "smallest" else -1))[0]

    said = {
        "smallest": "the smallest run that is long enough (the first of equally long ones)",
        "largest": "the longest run (the first of equally long ones), if it is long enough",
        "last": "the last run that is long enough",
    }[rule]
    return Made(
        f"int @f({BYTES} rom, size_t length)",
        body,
        oracle,
        lambda r: [_freckled(r, r.randrange(1, 60), fill), r.randrange(1, 12)],
        (
            f"Write a function that chooses free space in a ROM. A run of bytes 0x{fill:02X}, as long as possible, is free. Take {said} for `length` bytes (1 or more) and return its offset, or -1.",
            f"free = maximal run of ${fill:02X}; offset of {said}, -1 if none has `length` bytes",
            f"Where should a new block of `length` bytes go? I want {said}, where runs of ${fill:02X} count as free and are never split. Return the start of the run, -1 when nothing is big enough. length > 0.",
            f"Pick a home for data: look at all maximal runs of 0x{fill:02X} and take {said}. Result: its first offset or -1.",
        ),
    )


def carve_hole(rng: random.Random) -> Made:
    struct = _hole(rng)
    n = struct.name
    body = cpp(
        """
        for (size_t i = 0; i < holes.size(); ++i) {
          @name& hole = holes[i];
          if (start < hole.start || start + size > hole.start + hole.size) continue;
          const uint32_t behind = hole.start + hole.size - (start + size);
          hole.size = start - hole.start;
          if (behind > 0) holes.insert(holes.begin() + i + 1, {start + size, behind});
          if (holes[i].size == 0) holes.erase(holes.begin() + i);
          return true;
        }
        return false;
        """,
        name=n,
    )

    def oracle(holes: list[Record], start: int, size: int) -> bool:
        want = set(range(start, start + size))
        for i, one in enumerate(holes):
            a, b = vars(one)["start"], vars(one)["size"]
            if want <= set(range(a, a + b)):
                parts = [(a, start - a), (start + size, a + b - start - size)]
                holes[i : i + 1] = [Record(("start", "size"), part) for part in parts if part[1]]
                return True
        return False

    def given(r: random.Random) -> list[object]:
        holes = _holes(r)
        one = vars(r.choice(holes)) if holes else {"start": 3, "size": 4}
        a = one["start"] + r.randrange(one["size"]) * r.randrange(2)
        left = one["start"] + one["size"] - a
        return [holes, a, r.choice((left, left, max(1, left // 2), left + 1))]

    return Made(
        f"bool @f(std::vector<{n}>& holes, uint32_t start, uint32_t size)",
        body,
        oracle,
        given,
        (
            "Write a function that takes a block out of a list of free areas. If the `size` bytes (at least 1) from `start` on lie within one of them, it is replaced by what is left before and behind the block (an empty rest disappears) and true is returned. Otherwise return false and change nothing. The list is ascending, areas have at least one byte and do not touch.",
            "free list (sorted, disjoint, not touching): remove [start, start + size) from the one hole that contains it, splitting it if need be; false if no hole does. No empty holes afterwards.",
            "I keep the free space of my ROM as a list of start and size, sorted and without overlaps or neighbours. When a block is put somewhere its bytes must vanish from the list. False if they aren't all free; size > 0.",
            "Reserve `size` (not 0) bytes at `start` in the free list: shrink, split or drop the hole around them, keep the order. Not completely inside one hole: leave the list alone, false.",
        ),
        (struct,),
    )


def give_back_hole(rng: random.Random) -> Made:
    struct = _hole(rng)
    n = struct.name
    checked = rng.random() < 0.5
    body = (
        cpp(
            """
        size_t at = 0;
        while (at < holes.size() && holes[at].start < start) ++at;
        @check
        holes.insert(holes.begin() + at, {start, size});
        if (at + 1 < holes.size() && holes[at].start + holes[at].size == holes[at + 1].start) {
          holes[at].size += holes[at + 1].size;
          holes.erase(holes.begin() + at + 1);
        }
        if (at > 0 && holes[at - 1].start + holes[at - 1].size == start) {
          holes[at - 1].size += holes[at].size;
          holes.erase(holes.begin() + at);
        }
        @end
        """,
            check="if (at < holes.size() && start + size > holes[at].start) return false;\nif (at > 0 && holes[at - 1].start + holes[at - 1].size > start) return false;"
            if checked
            else "",
            end="return true;" if checked else "",
        )
        .replace("\n\n", "\n")
        .rstrip()
    )

    def oracle(holes: list[Record], start: int, size: int) -> bool:
        free = {one for hole in holes for one in range(vars(hole)["start"], vars(hole)["start"] + vars(hole)["size"])}
        block = set(range(start, start + size))
        if free & block:
            return False
        free |= block
        starts = sorted(one for one in free if one - 1 not in free)
        ends = sorted(one for one in free if one + 1 not in free)
        holes[:] = [Record(("start", "size"), (a, b - a + 1)) for a, b in zip(starts, ends, strict=True)]
        return True

    def given(r: random.Random) -> list[object]:
        holes = _holes(r)
        free = {one for hole in holes for one in range(vars(hole)["start"], vars(hole)["start"] + vars(hole)["size"])}
        used = [one for one in range(70) if one not in free]
        start = r.choice(used[: 2 * len(holes) * 4 + 4])
        size = 1
        while start + size not in free and size < 6:
            size += 1
        if not r.randrange(3):
            size = r.randrange(1, size + 1)
        return [holes, start, size + (checked and r.random() < 0.3)]

    told = (
        " If one of its bytes is free already, return false and change nothing, otherwise true."
        if checked
        else " None of its bytes is free yet."
    )
    return Made(
        f"{'bool' if checked else 'void'} @f(std::vector<{n}>& holes, uint32_t start, uint32_t size)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns a block of `size` bytes (1 or more) at `start` to a list of free areas. The list is ascending, its areas neither overlap nor touch, and so it stays: areas that touch are joined.{told}",
            f"free [start, start + size) and coalesce with both neighbours; sorted list of holes that never touch.{told}",
            f"Deleting a block must enlarge my free list (sorted by start). A hole directly before or behind it grows instead of there being two, and it may close the gap between two holes.{told} size > 0.",
            f"Free-list release with merging: after it the list is sorted again and no hole ends where another starts.{told}",
        ),
        (struct,),
    )


def fragmentation(rng: random.Random) -> Made:
    wanted = rng.choice(("percent", "small", "fits"))
    limit = rng.choice((16, 32, 8))
    body = {
        "percent": "uint32_t total = 0, largest = 0;\nfor (uint32_t size : sizes) {\n  total += size;\n  largest = std::max(largest, size);\n}\nreturn total == 0 ? 0 : 100 - 100 * largest / total;",
        "small": f"int lost = 0;\nfor (uint32_t size : sizes)\n  if (size < {limit}) lost += size;\nreturn lost;",
        "fits": "int count = 0;\nfor (uint32_t size : sizes) count += size / block;\nreturn count;",
    }[wanted]

    def oracle(sizes: list[int], block: int = 1) -> int:
        if wanted == "small":
            return sum(one for one in sizes if one in range(limit))
        if wanted == "fits":
            return len([at for one in sizes for at in range(0, one - block + 1, block)])
        return 100 - (100 * max(sizes)) // sum(sizes) if sum(sizes) else 0

    goal = {
        "percent": "how fragmented it is: 100 minus the percentage (rounded down) that the largest hole is of all free bytes; 0 if nothing is free",
        "small": f"how many bytes are in holes of less than {limit} bytes, which are too small for anything",
        "fits": "how many blocks of `block` bytes (at least 1) could be put there in all, none of them across two holes",
    }[wanted]
    return Made(
        f"int @f({SIZES} sizes{', uint32_t block' if wanted == 'fits' else ''})",
        body,
        oracle,
        lambda r: [
            [r.choice((0, 1, limit - 1, limit, 100, r.randrange(300))) for _ in range(r.randrange(7))],
            *([r.choice((1, 7, 16, 32, 100))] if wanted == "fits" else []),
        ],
        (
            f"Write a function that gets the sizes of all holes of a ROM's free space and returns {goal}.",
            f"hole sizes -> {goal}",
            f"Statistics in my space manager: {goal}. `sizes` are the lengths of the separate free areas in bytes.",
            f"`sizes` are holes that don't touch. Compute {goal}.",
        ),
    )


def banks_needed(rng: random.Random) -> Made:
    bank = rng.choice((0x100, 0x8000, 0x40))
    order = rng.choice(("next", "first", "sorted"))
    if order == "next":
        body = f"int banks = 0;\nuint32_t left = 0;\nfor (uint32_t size : sizes) {{\n  if (size > left) {{\n    ++banks;\n    left = {hexadecimal(bank)};\n  }}\n  left -= size;\n}}\nreturn banks;"
    else:
        sort = "std::sort(sizes.rbegin(), sizes.rend());\n" if order == "sorted" else ""
        body = f"{sort}std::vector<uint32_t> left;\nfor (uint32_t size : sizes) {{\n  auto place = std::find_if(left.begin(), left.end(), [&](uint32_t room) {{ return room >= size; }});\n  if (place == left.end()) place = left.insert(place, {hexadecimal(bank)});\n  *place -= size;\n}}\nreturn left.size();"

    def oracle(sizes: list[int]) -> int:
        banks: list[list[int]] = []
        for one in sorted(sizes, key=lambda size: -size) if order == "sorted" else sizes:
            candidates = banks[-1:] if order == "next" else banks
            home = next((b for b in candidates if sum(b) + one <= bank), None)
            if home is None:
                banks.append([])
                home = banks[-1]
            home.append(one)
        return len(banks)

    how = {
        "next": "in the given order, each directly behind the one before if it still fits in that bank, else at the start of a new bank",
        "first": "in the given order, each in the first bank, counted from the oldest, that has room for it, else in a new one",
        "sorted": "the largest first, each in the first bank, counted from the oldest, that has room for it, else in a new one",
    }[order]
    return Made(
        f"int @f({'std::vector<uint32_t>' if order == 'sorted' else SIZES} sizes)",
        body,
        oracle,
        lambda r: [
            [r.choice((bank, 1, bank // 2, bank // 2 + 1, r.randrange(1, bank))) for _ in range(r.randrange(9))]
        ],
        (
            f"Write a function that returns how many new banks of {hexadecimal(bank)} bytes blocks with the given sizes need (each from 1 byte to a whole bank, none may cross a bank). They are placed {how}.",
            f"count banks ({hexadecimal(bank)} bytes) for these blocks, placed {how}",
            f"By how many banks must I expand the ROM for these blocks? A bank has {hexadecimal(bank)} bytes, no block is larger or may be split. Placement: {how}.",
            f"Bin count for block sizes between 1 and {hexadecimal(bank)}: put them {how}; return the number of banks used.",
        ),
    )


def lay_out_in_lorom(rng: random.Random) -> Made:
    fail = rng.choice(("empty", "zero"))
    body = cpp(
        """
        std::vector<uint32_t> places;
        for (uint32_t size : sizes) {
          if ((address & 0xFFFF) + size > 0x10000) address = (address & 0xFF0000) + 0x18000;
          @check
          places.push_back(address);
          address += size;
          if ((address & 0xFFFF) == 0) address += 0x8000;
        }
        return places;
        """,
        check="if (address >> 16 > last_bank) return {};"
        if fail == "empty"
        else "if (address >> 16 > last_bank) {\n  places.push_back(0);\n  continue;\n}",
    )

    def oracle(address: int, sizes: list[int], last_bank: int) -> list[int]:
        bank, used, out = address // 65536, address % 65536 - 32768, []
        for one in sizes:
            if used + one > 32768:
                bank, used = bank + 1, 0
            if bank > last_bank:
                if fail == "empty":
                    return []
                out.append(0)
                continue
            out.append(bank * 65536 + 32768 + used)
            used += one
            if used == 32768:
                bank, used = bank + 1, 0
        return out

    def given(r: random.Random) -> list[object]:
        bank = r.choice((0x10, 0x22))
        sizes = [r.choice((1, 0x10, 0x4000, 0x8000, 0x7FF0, r.randrange(1, 0x3000))) for _ in range(r.randrange(6))]
        return [bank << 16 | r.choice((0x8000, 0xFFF0, 0xC000)), sizes, bank + r.randrange(4)]

    told = (
        "If a block would have to go behind bank `last_bank`, the result is empty"
        if fail == "empty"
        else "A block that would have to go behind bank `last_bank` gets 0, as do all after it"
    )
    return Made(
        f"std::vector<uint32_t> @f(uint32_t address, {SIZES} sizes, uint32_t last_bank)",
        body,
        oracle,
        given,
        (
            f"Write a function that assigns LoROM addresses to blocks, one after the other from `address` on ($8000-$FFFF of its bank). A block (1 to 0x8000 bytes) never crosses the end of a bank: it goes to $8000 of the next bank if it doesn't fit. Return the 24-bit addresses. {told}.",
            f"sequential LoROM placement of blocks, none across $FFFF, next bank at $8000; {told[0].lower() + told[1:]}",
            f"Where will each block end up if I write them one behind the other into LoROM banks, starting at `address`, moving on to the next bank's $8000 when one doesn't fit in the rest? Sizes are 1 to one bank. {told}.",
            f"Layout for an expanded LoROM: from `address` upwards, no gaps other than those at bank ends that a block would cross. {told}. Sizes never exceed 0x8000.",
        ),
    )


def trim_and_round(rng: random.Random) -> Made:
    fill = rng.choice((0, 0xFF))
    unit = rng.choice((16, 8, 32))
    wanted = rng.choice(("size", "cut"))
    least = rng.random() < 0.4
    start = f"size_t size = rom.size();\nwhile (size > 0 && rom[size - 1] == {hexadecimal(fill)}) --size;\nsize = std::min(rom.size(), (size + {unit - 1}) / {unit} * {unit});"
    if least:
        start = (
            start.replace("size = std::min(rom.size(), ", f"size = std::min(rom.size(), std::max<size_t>({unit}, ") + ""
        )
        start = start.replace(f"* {unit});", f"* {unit}));")
    body = f"{start}\n" + (
        "return size;"
        if wanted == "size"
        else "const int removed = rom.size() - size;\nrom.resize(size);\nreturn removed;"
    )

    def oracle(rom: list[int]) -> int:
        used = len(bytes(rom).rstrip(bytes([fill])))
        size = used
        while size % unit:
            size += 1
        if least and size == 0:
            size = unit
        size = min(size, len(rom))
        if wanted == "size":
            return size
        removed = len(rom) - size
        del rom[size:]
        return removed

    mini = f", but at least {unit}," if least else ""
    goal = "Return the size it could have" if wanted == "size" else "Cut it, and return how many bytes were removed"
    return Made(
        f"{'size_t' if wanted == 'size' else 'int'} @f({BYTES if wanted == 'size' else BUFFER} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(r.randrange(40)) + bytes([fill]) * r.choice((0, 1, unit, 50, r.randrange(60)))],
        (
            f"Write a function that removes padding: bytes 0x{fill:02X} at the end of the ROM are not needed, but the size is rounded up to a multiple of {unit}{mini} and never made larger than it is. {goal}.",
            f"trim trailing ${fill:02X}, keep a multiple of {unit} bytes (rounded up{mini.rstrip(',')}, at most the present size). {goal}.",
            f"My expanded ROM ends with a lot of ${fill:02X}. How short could it be if units of {unit} bytes have to stay whole{mini.rstrip(',')}? Where the file itself ends inside a unit, its size is the limit. {goal}.",
            f"Shrink: last byte that isn't 0x{fill:02X}, rounded up to {unit}-byte units{mini} but no more than there is now. {goal}.",
        ),
    )


def expand_and_describe(rng: random.Random) -> Made:
    place = rng.choice((7, 0x17, 0x0F))
    fill = rng.choice((0, 0xFF))
    body = cpp(
        """
        if (size <= rom.size() || rom.size() <= @place) return false;
        uint8_t code = 0;
        while (@unit << code < size) ++code;
        rom.resize(size, @fill);
        rom[@place] = code;
        return true;
        """,
        place=place,
        fill=hexadecimal(fill),
        unit=(unit := rng.choice((8, 16))),
    )

    def oracle(rom: list[int], size: int) -> bool:
        if size <= len(rom) or place >= len(rom):
            return False
        rom.extend([fill] * (size - len(rom)))
        rom[place] = max(0, (size - 1) // unit).bit_length()
        return True

    return Made(
        f"bool @f({BUFFER} rom, size_t size)",
        body,
        oracle,
        lambda r: [
            r.randbytes(r.choice((place, place + 1, 32, r.randrange(1, 40)))),
            r.choice((8, 16, 17, 33, 64, 65, 128, r.randrange(150))),
        ],
        (
            f"Write a function that enlarges a ROM to `size` bytes, the new ones being 0x{fill:02X}, and stores its size code at offset {place}: the smallest n for which {unit} << n is at least the new size. If `size` is not larger than the ROM, or the ROM has no offset {place} yet, return false and change nothing.",
            f"expand to `size` (fill ${fill:02X}), rom[{place}] = smallest n with ({unit} << n) >= size; false and untouched if that's not larger, or if there's no rom[{place}] before",
            f"Test images of mine have a header byte at offset {place} with the size as a power of two (in units of {unit}, rounded up to the next power). Expansion should pad with ${fill:02X} and keep that byte right. False, without any change, for a size that is no expansion or a file too short to have this byte.",
            f"Grow the image, and put ceil(log2(size / {unit})), at least 0, in byte {place}. New bytes: 0x{fill:02X}. Nothing happens (false) unless `size` exceeds the old size and the byte existed.",
        ),
    )


def double_by_mirroring(rng: random.Random) -> Made:
    body = cpp(
        """
        if (rom.empty()) return {};
        size_t low = 1;
        while (2 * low <= rom.size()) low *= 2;
        std::vector<uint8_t> image(rom.begin(), rom.begin() + low);
        if (low == rom.size()) return image;
        while (image.size() < 2 * low)
          for (size_t i = low; i < rom.size() && image.size() < 2 * low; ++i) image.push_back(rom[i]);
        return image;
        """
    )

    def oracle(rom: list[int]) -> list[int]:
        if len(rom) & (len(rom) - 1) == 0:
            return rom
        low = 1 << len(rom).bit_length() - 1
        rest = rom[low:]
        return rom[:low] + [rest[i % len(rest)] for i in range(low)]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, 2, 3, 6, 8, 12, 5, r.randrange(20))))],
        (
            "Write a function that returns the image as the console sees it when the ROM's size is not a power of two: the largest power of two that fits stays as it is, and the rest behind it is repeated (the last time cut off if need be) until it fills as much again. A size that is a power of two, or an empty ROM, is returned unchanged.",
            "mirror-pad to the next power of two: first part 2^n bytes, remainder repeated over the second 2^n bytes; powers of two and empty: as is",
            "A 12 Mbit ROM shows up as 8 + 4 + 4. Make the full image: the big power-of-two part once, then what's left of the ROM again and again until twice that part's size is reached (the last copy may be incomplete). Nothing to do for sizes of 2^n or 0.",
            "Expand an odd-sized ROM to a power of two by repeating what lies behind its largest power-of-two part; cut where the result is double that part. Empty and exact sizes come back unchanged.",
        ),
    )


def first_bad_allocation(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Block", "Allocation", "Region")), (("u32", "start"), ("u32", "size")))
    n = struct.name
    bank = rng.choice((0x20, 0x40))
    cross = rng.random() < 0.6
    body = cpp(
        """
        for (size_t i = 0; i < blocks.size(); ++i) {
          const uint32_t start = blocks[i].start, end = start + blocks[i].size;
          if (end > rom_size) return i;@cross
          for (size_t j = 0; j < i; ++j)
            if (start < blocks[j].start + blocks[j].size && blocks[j].start < end) return i;
        }
        return -1;
        """,
        cross=f"\n  if (start / {bank} != (end - 1) / {bank}) return i;" if cross else "",
    )

    def oracle(blocks: list[Record], rom_size: int) -> int:
        used: set[int] = set()
        for i, one in enumerate(blocks):
            own = range(vars(one)["start"], vars(one)["start"] + vars(one)["size"])
            banks = {place // bank for place in own}
            if own[-1] >= rom_size or used & set(own) or (cross and len(banks) > 1):
                return i
            used |= set(own)
        return -1

    def given(r: random.Random) -> list[object]:
        out = [
            Record(("start", "size"), (r.choice((0, bank, bank - 2, r.randrange(3 * bank))), r.randrange(1, 6)))
            for _ in range(r.randrange(6))
        ]
        return [out, r.choice((3 * bank, 4 * bank, bank))]

    crossing = f", crosses a multiple of {bank}" if cross else ""
    return Made(
        f"int @f(const std::vector<{n}>& blocks, uint32_t rom_size)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks a list of allocated blocks ({'banks of ' + str(bank) + ' bytes' if cross else 'no banks'}) and returns the index of the first that is wrong: it ends beyond `rom_size`{crossing} or shares a byte with a block before it in the list. If all are fine return -1. Sizes are at least 1; the list is in no order.",
            f"first i where blocks[i] leaves the ROM{crossing} or overlaps an earlier block; -1 = ok; sizes > 0",
            f"My project file lists where data were put. Which entry is the first that can't be right, because it reaches past the ROM's end{crossing} or overlaps one of the entries before it? -1 for a clean list; no block is empty.",
            f"Validate allocations in list order: inside [0, rom_size){', within one ' + str(bank) + '-byte bank' if cross else ''}, disjoint from all earlier ones. Index of the first offender or -1. Each has at least a byte.",
        ),
        (struct,),
    )


def free_page_map(rng: random.Random) -> Made:
    page = rng.choice((4, 8, 16))
    fill = rng.choice((0, 0xFF))
    high = rng.random() < 0.5
    body = cpp(
        """
        const size_t pages = rom.size() / @page;
        std::vector<uint8_t> map((pages + 7) / 8);
        for (size_t i = 0; i < pages; ++i) {
          const auto start = rom.begin() + i * @page;
          if (std::all_of(start, start + @page, [](uint8_t one) { return one == @fill; })) map[i / 8] |= @bit;
        }
        return map;
        """,
        page=page,
        fill=hexadecimal(fill),
        bit="0x80 >> i % 8" if high else "1 << i % 8",
    )

    def oracle(rom: list[int]) -> list[int]:
        pages = [rom[i : i + page] for i in range(0, len(rom) - page + 1, page)]
        bits = "".join("1" if set(one) == {fill} else "0" for one in pages)
        out = []
        for i in range(0, len(bits), 8):
            part = bits[i : i + 8].ljust(8, "0")
            out.append(int(part if high else part[::-1], 2))
        return out

    order = "bit 7 of a byte is its first page" if high else "bit 0 of a byte is its first page"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom)",
        body,
        oracle,
        lambda r: [
            b"".join(
                r.choice((bytes([fill]) * page, bytes([fill]) * (page - 1) + b"\x12", r.randbytes(page)))
                for _ in range(r.randrange(20))
            )
            + r.choice((b"", bytes([fill]) * (page - 1)))
        ],
        (
            f"Write a function that makes a bit map of free pages: a page of {page} bytes is free (bit 1) if all its bytes are 0x{fill:02X}. Eight pages a byte, {order}; unused bits of the last byte are 0. A page that is not complete at the end does not count.",
            f"1 bit per whole {page}-byte page, set if the page is all ${fill:02X}; {order}, rest 0",
            f"For quick searching I'd like a map of pages ({page} bytes each): set where nothing but ${fill:02X} is in it. {order[0].upper() + order[1:]}, an incomplete last page has no bit, padding bits are clear.",
            f"Which {page}-byte pages of the ROM are entirely 0x{fill:02X}? As packed bits, {order}, as many bytes as the whole pages need.",
        ),
    )


def take_free_pages(rng: random.Random) -> Made:
    top = rng.random() < 0.4
    bit = "1 << (i & 7)"
    loop = (
        "for (int first = int(map.size()) * 8 - count; first >= 0; --first)"
        if top
        else "for (int first = 0; first + count <= int(map.size()) * 8; ++first)"
    )
    body = cpp(
        """
        @loop {
          bool free = true;
          for (int i = first; i < first + count; ++i) free &= map[i / 8] >> (i & 7) & 1;
          if (!free) continue;
          for (int i = first; i < first + count; ++i) map[i / 8] &= ~(@bit);
          return first;
        }
        return -1;
        """,
        loop=loop,
        bit=bit,
    )

    def oracle(pages: list[int], count: int) -> int:
        text = "".join(f"{one:08b}"[::-1] for one in pages)
        at = text.rfind("1" * count) if top else text.find("1" * count)
        if at >= 0:
            text = text[:at] + "0" * count + text[at + count :]
            pages[:] = [int(text[i : i + 8][::-1], 2) for i in range(0, len(text), 8)]
        return at

    which = "the highest" if top else "the lowest"
    return Made(
        f"int @f({BUFFER} map, int count)",
        body,
        oracle,
        lambda r: [
            bytes(r.choice((0, 0xFF, 0xF0, r.randrange(256))) for _ in range(r.randrange(4))),
            r.randrange(1, 11),
        ],
        (
            f"Write a function that allocates `count` (1 or more) neighbouring pages in a bit map where a set bit is a free page; bit 0 of the first byte is page 0. Take {which} place where they are all free, clear their bits and return the number of the first page, or -1 if there is none.",
            f"page bitmap, 1 = free, LSB first: claim {which} run of `count` pages; return its first page or -1",
            f"Page allocator: find `count` free pages in a row (bits set, page n is bit n % 8 of byte n / 8), {which} possible, mark them used and tell me the first. -1 and no change if the map has no such row. count > 0.",
            f"Reserve consecutive pages from a free map (bit = 1 means free, lowest bit first): {which} first page that works, bits cleared; -1 otherwise.",
        ),
    )


def blank_unused(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Range", "Used", "Kept")), (("u32", "start"), ("u32", "end")))
    n = struct.name
    fill = rng.choice((0, 0xFF))
    body = cpp(
        """
        int changed = 0;
        for (size_t i = 0; i < rom.size(); ++i) {
          const bool kept = std::any_of(used.begin(), used.end(), [&](const @name& one) { return i >= one.start && i < one.end; });
          if (kept || rom[i] == @fill) continue;
          rom[i] = @fill;
          ++changed;
        }
        return changed;
        """,
        name=n,
        fill=hexadecimal(fill),
    )

    def oracle(rom: list[int], used: list[Record]) -> int:
        kept = {i for one in used for i in range(vars(one)["start"], vars(one)["end"])}
        changed = [i for i, one in enumerate(rom) if i not in kept and one != fill]
        for i in changed:
            rom[i] = fill
        return len(changed)

    def given(r: random.Random) -> list[object]:
        ranges = []
        for _ in range(r.randrange(4)):
            start = r.randrange(20)
            ranges.append(Record(("start", "end"), (start, start + r.randrange(8))))
        return [bytes(r.choice((fill, r.randrange(256))) for _ in range(r.randrange(24))), ranges]

    return Made(
        f"int @f({BUFFER} rom, const std::vector<{n}>& used)",
        body,
        oracle,
        given,
        (
            f"Write a function that cleans a ROM: every byte outside of all ranges in `used` becomes 0x{fill:02X}. `end` is exclusive; ranges may overlap, be empty or reach beyond the ROM, in any order. Return how many bytes changed.",
            f"fill everything not covered by `used` (half-open) with ${fill:02X}; return the number of bytes that were different before",
            f"Old data in unused places spoil my compressed patch. Overwrite all bytes that no range covers with ${fill:02X} and count those that weren't that yet. Ranges are [start, end), unsorted, possibly overlapping or too long.",
            f"Blank what is not in use. Half-open ranges in any order may overlap; parts behind the ROM's end don't matter. Result: bytes really changed to 0x{fill:02X}.",
        ),
        (struct,),
    )


def lost_to_alignment(rng: random.Random) -> Made:
    align = rng.choice((4, 16, 2, 8))
    wanted = rng.choice(("lost", "end", "best"))
    if wanted == "lost":
        body = f"int lost = 0;\nfor (uint32_t size : sizes) {{\n  const uint32_t gap = ({align} - address % {align}) % {align};\n  lost += gap;\n  address += gap + size;\n}}\nreturn lost;"
    elif wanted == "end":
        body = f"for (uint32_t size : sizes) address = (address + {align - 1}) / {align} * {align} + size;\nreturn address;"
    else:
        body = f"std::vector<uint32_t> starts;\nfor (uint32_t size : sizes) {{\n  address = (address + {align - 1}) / {align} * {align};\n  starts.push_back(address);\n  address += size;\n}}\nreturn starts;"

    def oracle(address: int, sizes: list[int]) -> object:
        starts, at = [], address
        for one in sizes:
            at = next(place for place in range(at, at + align) if place % align == 0)
            starts.append(at)
            at += one
        if wanted == "best":
            return starts
        return at - address - sum(sizes) if wanted == "lost" else at

    goal = {
        "lost": "how many bytes are lost to these gaps",
        "end": "the address behind the last block (`address` itself without blocks)",
        "best": "the address of each block",
    }[wanted]
    returns = {"lost": "int", "end": "uint32_t", "best": "std::vector<uint32_t>"}[wanted]
    return Made(
        f"{returns} @f(uint32_t address, {SIZES} sizes)",
        body,
        oracle,
        lambda r: [r.randrange(0x8000, 0x8040), [r.randrange(20) for _ in range(r.randrange(6))]],
        (
            f"Write a function that plans blocks one behind the other from `address` on, each starting at a multiple of {align} as early as possible, and returns {goal}. There are no banks; a block of 0 bytes is aligned as well.",
            f"sequential blocks, each start aligned up to {align}: {goal}",
            f"DMA wants my blocks at multiples of {align}, so there are gaps between them. Starting at `address`, in order, tell me {goal} (an empty block still has its aligned start).",
            f"Pack `sizes` from `address` upward with {align}-byte alignment of every start. Return {goal}.",
        ),
    )


def prefix_to_bank_plan(rng: random.Random) -> Made:
    bank = 0x100
    goal_wasted = rng.random() < 0.5
    body = cpp(
        """
        std::vector<uint32_t> wasted(1);
        uint32_t used = 0;
        for (uint32_t size : sizes) {
          if (used + size > 0x100) {
            wasted.back() = 0x100 - used;
            wasted.push_back(0);
            used = 0;
          }
          used += size;
        }
        wasted.back() = 0x100 - used;
        return wasted;
        """
    )
    if not goal_wasted:
        body = cpp(
            """
            std::vector<uint32_t> counts(1);
            uint32_t used = 0;
            for (uint32_t size : sizes) {
              if (used + size > 0x100) {
                counts.push_back(0);
                used = 0;
              }
              used += size;
              ++counts.back();
            }
            return counts;
            """
        )

    def oracle(sizes: list[int]) -> list[int]:
        banks: list[list[int]] = [[]]
        for one in sizes:
            if sum(banks[-1]) + one > bank:
                banks.append([])
            banks[-1].append(one)
        return [bank - sum(one) if goal_wasted else len(one) for one in banks]

    what = "how many bytes stay free at the end of each bank" if goal_wasted else "how many blocks each bank gets"
    return Made(
        f"std::vector<uint32_t> @f({SIZES} sizes)",
        body,
        oracle,
        lambda r: [[r.choice((0x100, 0x80, 1, r.randrange(1, 0x100))) for _ in range(r.randrange(8))]],
        (
            f"Write a function that spreads blocks over banks of 0x100 bytes: in order, each behind the one before, and into the next bank where it would cross the end. Sizes are 1 to 0x100. Return {what}; without blocks there is one (empty) bank.",
            f"blocks (<= $100 bytes, in order) into $100-byte banks, no crossing; {what}, one entry per bank, at least one bank",
            f"I fill banks of 256 bytes with blocks from a list, without changing their order or splitting any. For the overview: {what}. The first bank is there even if the list is empty.",
            f"Sequential bank filling (256 bytes, blocks of 1-256 bytes never split, never going back to an earlier bank): {what}.",
        ),
    )


RECIPES = (
    hole_by_rule,
    carve_hole,
    give_back_hole,
    fragmentation,
    banks_needed,
    lay_out_in_lorom,
    trim_and_round,
    expand_and_describe,
    double_by_mirroring,
    first_bad_allocation,
    free_page_map,
    take_free_pages,
    blank_unused,
    lost_to_alignment,
    prefix_to_bank_plan,
)
