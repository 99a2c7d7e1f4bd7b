"""Pointers and banks, free space, lists with end marks, parts of buffers that are compared, merged, counted and sorted."""

import random
from collections import Counter

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal, rom
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


LOROM = (
    "LoROM: banks of 32 KiB, bank b (bit 7 ignored) from $8000 on is at offset (b & 0x7F) * 0x8000 + (address & 0x7FFF)"
)


def _place(bank: int, address: int) -> int:
    return bank % 128 * 32768 + address % 32768


# Pointers


def block_behind_pointer(rng: random.Random) -> Made:
    fixed = rng.choice((0, 1, 0x81)) if rng.random() < 0.5 else None
    size = 2 if fixed is not None else 3
    table = rng.choice((0, 4, 0x10))
    end = rng.choice((0xFF, 0x00))
    at = f"{table} + index * {size}" if table else f"index * {size}"
    bank = f"{fixed % 128}" if fixed is not None else "(rom[at + 2] & 0x7F)"
    body = (
        cpp(
            """
        size_t at = @at;
        size_t from = @bank * 0x8000 + ((rom[at] | rom[at + 1] << 8) & 0x7FFF);
        std::vector<uint8_t> list;
        while (rom[from] != @end) list.push_back(rom[from++]);
        return list;
        """,
            at=at,
            bank=bank,
            end=hexadecimal(end),
        )
        .replace("= 0 * 0x8000 + (", "= (")
        .replace("= 1 * 0x8000", "= 0x8000")
    )

    def oracle(data: list[int], index: int) -> list[int]:
        pointer = data[table + index * size :][:size]
        address = pointer[0] + 256 * pointer[1]
        start = _place(fixed if fixed is not None else pointer[2], address)
        return data[start : data.index(end, start)]

    def given(r: random.Random) -> list[object]:
        low = fixed is None or fixed % 128 == 0
        image = bytearray(0x60 if low else 0x8040)
        first = 0x30 if low else 0x8000
        count = r.randrange(1, 5)
        for i in range(first, len(image)):
            image[i] = r.choice((end, r.randrange(1, 255), r.randrange(1, 255), r.randrange(1, 255)))
        image[-1] = end
        for i in range(count):
            place = r.randrange(0x30, 0x60) if low else r.randrange(0x40)
            address = 0x8000 | place
            entry = address.to_bytes(2, "little")
            if size == 3:
                entry += bytes([r.choice((0, 0x80))])
            image[table + size * i : table + size * i + size] = entry
        content = rom(len(image), {0: bytes(image[:0x30]), first: bytes(image[first:])})
        return [content, r.randrange(count)]

    pointer = (
        f"a little-endian 16-bit address in bank ${fixed:02X}"
        if fixed is not None
        else "three bytes: address low, address high, bank"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom, int index)",
        body,
        oracle,
        given,
        (
            f"Write a function that follows entry `index` of the pointer table at ROM offset {hexadecimal(table)}; an entry is {pointer}. {LOROM}. At its target a list of bytes starts that ends with {hexadecimal(end)}; return the list without this end byte. The ROM has no copier header and everything is valid.",
            f"How do I load a list through a pointer table? Table: offset {hexadecimal(table)}, an entry is {pointer}. {LOROM}. Bytes from there up to, but without, the first {hexadecimal(end)}.",
            f"p = table[{hexadecimal(table)} + {size} * index] ({pointer}); offset = {'bank part + ' if fixed is None else ''}LoROM offset of p; bytes until ${end:02X}; {LOROM}",
            f"Item lists of my game lie behind pointers: the table is at {hexadecimal(table)} in the file, and each entry is {pointer}. Give me the bytes of list `index`; {hexadecimal(end)} closes a list and does not belong to it. Mapping is {LOROM}.",
        ),
    )


def next_address(rng: random.Random) -> Made:
    wrap = rng.choice(("bank", "bank", "same"))
    if wrap == "bank":
        body = "uint32_t offset = (address >> 16 & 0x7F) * 0x8000 + (address & 0x7FFF) + count;\nreturn (address & 0x800000) | (offset / 0x8000 & 0x7F) << 16 | 0x8000 | (offset & 0x7FFF);"
        said = "behind $FFFF the data go on at $8000 of the next bank; bit 23 (the mirror at bank $80) stays as it was, and the bank's lower 7 bits never pass $7F"
    else:
        body = "return (address & 0xFF0000) | 0x8000 | ((address + count) & 0x7FFF);"
        said = "behind $FFFF it goes on at $8000 of the same bank, the bank never changes"

    def oracle(address: int, count: int) -> int:
        bank, low = divmod(address, 65536)
        steps = low - 0x8000 + count
        if wrap == "bank":
            bank += steps // 0x8000
        return bank * 65536 + 0x8000 + steps % 0x8000

    def given(r: random.Random) -> list[int]:
        bank = r.choice((0, 0x1F, 0x80, 0x83, r.randrange(0x40)))
        return [
            bank << 16 | r.choice((0x8000, 0xFFFF, 0xFFFE, r.randrange(0x8000, 0x10000))),
            r.choice((0, 1, 2, 0x8000, r.randrange(0x9000))),
        ]

    return Made(
        "uint32_t @f(uint32_t address, uint32_t count)",
        body,
        oracle,
        given,
        (
            f"Write a function that advances a 24-bit LoROM address by `count` bytes: {said}. The address is in the upper half ($8000-$FFFF) of its bank.",
            f"How do I add to a long LoROM pointer? ROM is seen at $8000-$FFFF of each bank; {said}.",
            f"bb:aaaa + count in LoROM ($8000 <= aaaa); {said}",
            f"While reading a block my cursor is a SNES address (bank in bits 16-23, address at or above $8000). Move it `count` bytes on: {said}.",
        ),
    )


def room_left_in_bank(rng: random.Random) -> Made:
    hirom = rng.random() < 0.3
    size = 0x10000 if hirom else 0x8000
    result = rng.choice(("fits", "start"))
    if result == "fits":
        returns, body = "bool", f"return offset % {hexadecimal(size)} + length <= {hexadecimal(size)};"
        said = "tells whether a block of `length` bytes at `offset` stays inside one bank (reaching exactly the bank's last byte is fine)"
    else:
        returns = "uint32_t"
        body = f"uint32_t inside = offset % {hexadecimal(size)};\nif (inside + length <= {hexadecimal(size)}) return offset;\nreturn offset - inside + {hexadecimal(size)};"
        said = "returns the offset where a block of `length` bytes can be put: `offset` itself if the block stays inside one bank there (it may end with the bank's last byte), else the start of the next bank"

    def oracle(offset: int, length: int) -> object:
        last = offset + max(length, 1) - 1
        fits = offset // size == last // size
        return fits if result == "fits" else offset if fits else (offset // size + 1) * size

    def given(r: random.Random) -> list[int]:
        length = r.choice((1, 2, 0x100, r.randrange(1, size)))
        return [
            max(
                0, r.choice((size - length, size - length + 1, 3 * size - length, 2 * size - 1, r.randrange(6 * size)))
            ),
            length,
        ]

    banks = f"banks of {size // 1024} KiB, which begin at multiples of {hexadecimal(size)}"
    return Made(
        f"{returns} @f(uint32_t offset, uint32_t length)",
        body,
        oracle,
        given,
        (
            f"Write a function that {said}. The ROM consists of {banks}, and `length` is 1 to {hexadecimal(size)}.",
            f"How do I keep data from crossing a bank border? My ROM has {banks}. I need a function that {said}; length is at least 1 and at most one bank.",
            f"bank size {hexadecimal(size)}; 1 <= length <= {hexadecimal(size)}: it {said}",
            f"The packer places blocks one after another, but none may straddle two banks ({banks}). It calls a helper that {said}. A block is never empty nor larger than a bank.",
        ),
    )


def relocate_pointers(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    inclusive = rng.random() < 0.5
    read = "table[at] | table[at + 1] << 8" + (" | table[at + 2] << 16" if size == 3 else "")
    third = "\n  table[at + 2] = value >> 16 & 0xFF;" if size == 3 else ""
    compare = "<=" if inclusive else "<"
    body = f"int changed = 0;\nfor (size_t at = 0; at + {size} <= table.size(); at += {size}) {{\n  int value = {read};\n  if (value < first || !(value {compare} last)) continue;\n  value += delta;\n  table[at] = value & 0xFF;\n  table[at + 1] = value >> 8 & 0xFF;{third}\n  ++changed;\n}}\nreturn changed;"
    top = 1 << 8 * size

    def oracle(table: list[int], first: int, last: int, delta: int) -> int:
        pieces = [table[i : i + size] for i in range(0, len(table), size)]
        out, changed = [], 0
        for piece in pieces:
            value = int.from_bytes(bytes(piece), "little")
            if len(piece) == size and value in range(first, last + inclusive):
                piece = list(((value + delta) % top).to_bytes(size, "little"))
                changed += 1
            out += piece
        table[:] = out
        return changed

    def given(r: random.Random) -> list[object]:
        first = r.randrange(0x8000, 0x9000) + (r.randrange(4) << 16) * (size == 3)
        last = first + r.randrange(1, 0x200)
        values = [
            r.choice((first, last, last - 1, first - 1, first + 1, r.randrange(top))) for _ in range(r.randrange(0, 6))
        ]
        data = b"".join(value.to_bytes(size, "little") for value in values)
        return [data + bytes(r.choice((0, 0, size - 1))), first, last, r.choice((0x10, -0x10, 0x100, -0x123, 0x7000))]

    area = f"`first` to `last`, {'both included' if inclusive else '`last` itself not included'}"
    return Made(
        f"int @f({BUFFER} table, int first, int last, int delta)",
        body,
        oracle,
        given,
        (
            f"Write a function that relocates pointers after a block has moved: the table holds little-endian {8 * size}-bit pointers, and to each one in the range {area}, `delta` is added (it may be negative; the sum wraps at {8 * size} bits). Return how many were changed. Bytes that make no whole pointer stay.",
            f"How do I fix a pointer table when data move by `delta`? Entries of {size} bytes, low byte first; only those in {area} change, modulo 2^{8 * size}. I want the number of changed ones; an incomplete entry at the end is left alone.",
            f"p in [{'first, last]' if inclusive else 'first, last)'}: p = (p + delta) mod 2^{8 * size}; {size}-byte LE entries; returns the count",
            f"I moved a block of text, and every pointer into it must follow. They are {8 * size} bits wide and little-endian; those from {area}, get `delta` (signed) added, cut to {8 * size} bits; all others stay. The result is how many I have to report as changed.",
        ),
    )


# Free space


def largest_free_run(rng: random.Random) -> Made:
    fill = rng.choice((0xFF, 0x00))
    bank = rng.choice((0, 16, 32))
    late = rng.random() < 0.4
    struct = Struct(rng.choice(("Free", "Gap", "Hole")), (("int", "offset"), ("int", "size")))
    sign = ">=" if late else ">"
    border = f" || at % {bank} == 0" if bank else ""
    body = cpp(
        """
        @name best{0, 0};
        int start = 0, size = 0;
        for (size_t at = 0; at < rom.size(); ++at) {
          if (rom[at] != @fill) {
            size = 0;
            continue;
          }
          if (size == 0@border) {
            start = at;
            size = 0;
          }
          ++size;
          if (size @sign best.size) best = {start, size};
        }
        return best;
        """,
        name=struct.name,
        fill=hexadecimal(fill),
        border=border,
        sign=sign,
    )

    def oracle(rom: list[int]) -> Record:
        whole = bank or len(rom) or 1
        runs = [(0, 0)]
        for base in range(0, len(rom), whole):
            part = bytes(rom[base : base + whole])
            text = "".join("." if byte == fill else "#" for byte in part)
            at = base
            for piece in text.split("#"):
                runs.append((at, len(piece)))
                at += len(piece) + 1
        most = max(size for _, size in runs)
        fitting = [run for run in runs if run[1] == most and most] or [(0, 0)]
        return Record(("offset", "size"), fitting[-1 if late else 0])

    def given(r: random.Random) -> list[bytes]:
        return [
            b"".join(
                r.choice((bytes([fill]) * r.choice((1, 2, 3, 9, 20)), r.randbytes(r.randrange(1, 5))))
                for _ in range(r.randrange(0, 9))
            )
        ]

    border_said = (
        f" A run does not cross a multiple of {bank} (the toy banks of my tests): there it ends and another one may start."
        if bank
        else ""
    )
    tie = "last" if late else "first"
    return Made(
        f"{struct.name} @f({BYTES} rom)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the longest run of bytes {hexadecimal(fill)} in a ROM and returns its offset and size, the {tie} one if several are longest, 0 and 0 if there is no such byte.{border_said}",
            f"How do I find the biggest free area? Free means {hexadecimal(fill)}. Result: offset and size ({{0, 0}}: nothing free); of equally long ones the {tie}.{border_said}",
            f"longest run of ${fill:02X}: {{offset, size}}, ties: the {tie}, none: {{0, 0}}.{border_said}",
            f"Where should a new block go? Into the largest stretch of unused bytes (all {hexadecimal(fill)}). I need where it starts and how long it is; with two of the same length take the {tie}; with none return zeros.{border_said}",
        ),
        (struct,),
    )


def claim_space(rng: random.Random) -> Made:
    fill = rng.choice((0xFF, 0x00))
    keep = rng.choice((0, 0, 1))
    align = rng.choice((1, 1, 2, 16))
    step = f"at += {align}" if align > 1 else "++at"
    need = f"data.size() + {keep}" if keep else "data.size()"
    target = "at + 1" if keep else "at"
    body = cpp(
        """
        for (size_t at = 0; at + @need <= rom.size(); @step) {
          auto from = rom.begin() + at;
          if (!std::all_of(from, from + @size, [](uint8_t byte) { return byte == @fill; })) continue;
          std::copy(data.begin(), data.end(), rom.begin() + @target);
          return @target;
        }
        return -1;
        """,
        need=need,
        step=step,
        size=need,
        fill=hexadecimal(fill),
        target=target,
    )

    def oracle(rom: list[int], data: list[int]) -> int:
        free = [byte == fill for byte in rom]
        size = len(data) + keep
        for at in range(0, len(rom), align):
            if at + size <= len(rom) and all(free[at : at + size]):
                rom[at + keep : at + size] = data
                return at + keep
        return -1

    def given(r: random.Random) -> list[object]:
        rom = b"".join(
            r.choice((bytes([fill]) * r.choice((1, 4, 8, 20)), r.randbytes(r.randrange(1, 5))))
            for _ in range(r.randrange(1, 7))
        )
        return [rom, bytes(r.randrange(1, 255) for _ in range(r.choice((1, 2, 4, 7, 12))))]

    where = f"offsets that are multiples of {align}" if align > 1 else "every offset"
    guard = (
        f"one byte {hexadecimal(fill)} must be left in front of the block, as it may be the end of other data: that byte and the room for the block must all be {hexadecimal(fill)}; it is that byte whose offset is tried, and the block comes behind it"
        if keep
        else f"all bytes it will cover must be {hexadecimal(fill)}"
    )
    return Made(
        f"int @f({BUFFER} rom, {BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that puts `data` (at least one byte) into the first free place of `rom` and returns the offset of the block, or -1 if there is no place. It tries {where}, from 0 up; {guard}.",
            f"How do I insert a block in free space? Free bytes are {hexadecimal(fill)}; {where} from the start of the ROM; {guard}. Copy the block there, result is its offset; no room: -1 and nothing changes. The block is not empty.",
            f"first fit over {where}; {guard}; writes data, returns where it begins, -1 if it does not fit",
            f"My expansion tool stores new data wherever the ROM is unused. Rules: {where}, lowest first; {guard}. It writes the block and tells its offset (-1: no luck). `data` has at least one byte.",
        ),
    )


def free_by_bank(rng: random.Random) -> Made:
    size = rng.choice((8, 16, 32))
    fill = rng.choice((0xFF, 0x00))
    body = cpp(
        """
        std::vector<int> free;
        for (size_t end = @size; end <= rom.size(); end += @size) {
          int count = 0;
          while (count < @size && rom[end - 1 - count] == @fill) ++count;
          free.push_back(count);
        }
        return free;
        """,
        size=size,
        fill=hexadecimal(fill),
    )

    def oracle(rom: list[int]) -> list[int]:
        out = []
        for i in range(len(rom) // size):
            bank = bytes(rom[i * size : (i + 1) * size])
            out.append(size - len(bank.rstrip(bytes([fill]))))
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 5)):
            used = r.choice((0, size, size - 1, r.randrange(size)))
            out += bytes(r.choice((fill, 5, r.randrange(256))) for _ in range(used)).ljust(size, bytes([fill]))
        return [out + bytes([fill]) * r.choice((0, 0, size - 1))]

    return Made(
        f"std::vector<int> @f({BYTES} rom)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns, for each whole bank of {size} bytes, how many bytes at its end are free, that is equal to {hexadecimal(fill)} with nothing else behind them in the bank. An incomplete bank at the end is left out.",
            f"How do I count the free bytes at the end of each bank? Banks here have {size} bytes (a toy size), unused is {hexadecimal(fill)}. One number a bank, in order; free bytes with other data behind them in the bank don't count.",
            f"for each complete bank of {size}: the number of trailing ${fill:02X}",
            f"A table of my tool says how much room is left behind the data of each bank ({size} bytes, filled up with {hexadecimal(fill)}). Compute these numbers; a bank full of filler has {size}, and a last part smaller than a bank has no number.",
        ),
    )


# Lists with end marks


def list_append(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    room = rng.choice((4, 6, 8))
    body = cpp(
        """
        size_t at = 0;
        while (list[at] != 0xFF) at += @size;
        if (at + @size + 1 > list.size()) return false;
        std::copy(entry.begin(), entry.end(), list.begin() + at);
        list[at + @size] = 0xFF;
        return true;
        """,
        size=size,
    )

    def oracle(data: list[int], entry: list[int]) -> bool:
        used = size * data[::size].index(255)
        if len(data) - used <= size:
            return False
        data[used : used + size + 1] = [*entry, 255]
        return True

    def given(r: random.Random) -> list[object]:
        count = r.choice((0, 1, room - 1, room, room))
        entries = b"".join(
            bytes([r.randrange(255)]) + r.choice((b"\xff", b"\1")) + r.randbytes(size - 2)
            for _ in range(min(count, room))
        )
        whole = entries + b"\xff"
        return [
            whole + r.randbytes(r.choice((0, size - 1, size, size + 3))),
            bytes([r.randrange(255)]) + r.randbytes(size - 1),
        ]

    thing = rng.choice(("sprite", "object", "exit", "chest"))
    return Made(
        f"bool @f({BUFFER} list, const std::array<uint8_t, {size}>& entry)",
        body,
        oracle,
        given,
        (
            f"Write a function that appends a {thing} to a list in a block of fixed size. Entries have {size} bytes, a byte 0xFF where an entry would start ends the list (it is always there). The new entry goes where the end byte is, a new 0xFF behind it; if both do not fit into the block, return false and change nothing, else true.",
            f"How do I add a {size}-byte entry to an FF-terminated list? `list` is the whole block and must not grow. Overwrite the terminator with the entry and write FF behind it; false if the block is too small for that. Only first bytes of entries are looked at for the terminator.",
            f"at = first multiple of {size} with list[at] == $FF; need at + {size + 1} <= size; list[at..] = entry, $FF",
            f"The {thing} list of a room has room for a limited number of bytes: that of `list`. Put one more {thing} ({size} bytes) at the end and move the terminating FF. The function says whether there was space; without it, nothing happens. FF may occur inside entries, except in their first byte.",
        ),
    )


def list_remove(rng: random.Random) -> Made:
    size = rng.choice((2, 3, 4))
    field = rng.randrange(size)
    every = rng.random() < 0.5
    mask = rng.choice((0xFF, 0x7F, 0x3F))
    test = f"list[at + {field}]" if field else "list[at]"
    if mask != 255:
        test = f"({test} & {hexadecimal(mask)})"
    if every:
        body = f"for (size_t at = 0; list[at] != 0xFF;) {{\n  if ({test} == id)\n    list.erase(list.begin() + at, list.begin() + at + {size});\n  else\n    at += {size};\n}}"
    else:
        body = f"for (size_t at = 0; list[at] != 0xFF; at += {size})\n  if ({test} == id) {{\n    list.erase(list.begin() + at, list.begin() + at + {size});\n    return;\n  }}"

    def oracle(data: list[int], wanted: int) -> None:
        entries = []
        rest = list(data)
        while rest[0] != 255:
            entries.append(rest[:size])
            rest = rest[size:]
        matching = [i for i, entry in enumerate(entries) if entry[field] % (mask + 1) == wanted]
        gone = matching if every else matching[:1]
        data[:] = [byte for i, entry in enumerate(entries) if i not in gone for byte in entry] + rest

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(0, 6)):
            entry = bytearray(bytes([r.randrange(255)]) + r.randbytes(size - 1))
            entry[field] = r.choice((1, 2, 0x81, 0xC2)) if mask != 255 else r.choice((1, 2))
            out += bytes(entry)
        return [out + b"\xff" + r.choice((b"", b"\1\1")), r.choice((1, 2, 3))]

    number = f"byte {field}" if mask == 255 else f"the lower {mask.bit_length()} bits of byte {field}"
    who = "all entries" if every else "the first entry"
    return Made(
        f"void @f({BUFFER} list, int id)",
        body,
        oracle,
        given,
        (
            f"Write a function that removes {who} whose id is `id` from a list of {size}-byte entries. The id is {number} of an entry; a first byte 0xFF ends the list. What follows moves up, and the vector becomes shorter; bytes behind the end mark are kept, as is the mark.",
            f"How do I delete from a terminated list? Entries: {size} bytes, id = {number}. End: 0xFF in place of an entry. Remove {who} with this id by erasing {'their' if every else 'its'} bytes; no match, no change.",
            f"erase {who} e with id(e) == id before the $FF; id(e) = {number}; {size} bytes an entry",
            f"Deleting an object type in my editor: {who} with that id (it is {number}) disappear{'' if every else 's'} from the list, which has {size} bytes an entry and FF where the next one would begin. The rest closes up.",
        ),
    )


def lists_of_rooms(rng: random.Random) -> Made:
    size = rng.choice((1, 2, 3))
    what = rng.choice(("starts", "counts", "total"))
    if what == "starts":
        body = f"std::vector<int> starts;\nfor (size_t at = 0; at < data.size(); ++at) {{\n  starts.push_back(at);\n  while (data[at] != 0xFF) at += {size};\n}}\nreturn starts;"
        said = "the offset of the first byte of each list"
    elif what == "counts":
        body = f"std::vector<int> counts;\nfor (size_t at = 0; at < data.size(); ++at) {{\n  int count = 0;\n  for (; data[at] != 0xFF; at += {size}) ++count;\n  counts.push_back(count);\n}}\nreturn counts;"
        said = "the number of entries of each list"
    else:
        body = f"int most = 0;\nfor (size_t at = 0; at < data.size(); ++at) {{\n  int count = 0;\n  for (; data[at] != 0xFF; at += {size}) ++count;\n  most = std::max(most, count);\n}}\nreturn most;"
        said = "the number of entries of the longest list, 0 if there is no list"

    def oracle(data: list[int]) -> object:
        starts, counts = [], []
        rest = list(data)
        while rest:
            starts.append(len(data) - len(rest))
            count = 0
            while rest[0] != 255:
                rest = rest[size:]
                count += 1
            counts.append(count)
            rest = rest[1:]
        return starts if what == "starts" else counts if what == "counts" else max(counts, default=0)

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 6)):
            for _ in range(r.choice((0, 1, 2, 5))):
                out += bytes([r.randrange(255)]) + (b"\xff" if size > 1 else b"") + r.randbytes(max(0, size - 2))
            out += b"\xff"
        return [out]

    entry = f"{size} bytes" if size > 1 else "one byte"
    return Made(
        f"{'int' if what == 'total' else 'std::vector<int>'} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that goes through lists which lie one behind the other up to the end of the data, each closed by a byte 0xFF where an entry of {entry} would start, and returns {said}. Lists may be empty; the last one is closed as well.",
            f"How do I index the sprite lists of all rooms? They follow each other; entries take {entry}, FF in place of an entry ends a list, and the next list begins behind it. I want {said}.",
            f"data = (entry{{{size}}}* $FF)*; result: {said}",
            f"There is no pointer table for these lists, so I have to walk: {entry} an entry, a terminator FF (only in the first byte of an entry it means the end), next list. Return {said}.",
        ),
    )


# Comparing, merging, counting, sorting


def merge_changes(rng: random.Random) -> Made:
    prefer = rng.choice(("mine", "theirs", "base"))
    keep = {"mine": "mine[i]", "theirs": "theirs[i]", "base": "base[i]"}[prefer]
    body = cpp(
        """
        int conflicts = 0;
        for (size_t i = 0; i < base.size(); ++i) {
          if (mine[i] != base[i] && theirs[i] != base[i] && mine[i] != theirs[i]) {
            ++conflicts;
            base[i] = @keep;
          } else {
            base[i] = mine[i] != base[i] ? mine[i] : theirs[i];
          }
        }
        return conflicts;
        """,
        keep=keep,
    )

    def oracle(base: list[int], mine: list[int], theirs: list[int]) -> int:
        out, conflicts = [], 0
        for o, a, b in zip(base, mine, theirs, strict=True):
            if len({o, a, b}) == 3:
                conflicts += 1
                out.append({"mine": a, "theirs": b, "base": o}[prefer])
            else:
                out.append(b if a == o else a)
        base[:] = out
        return conflicts

    def given(r: random.Random) -> list[object]:
        count = r.randrange(0, 14)
        return [[r.randrange(3) for _ in range(count)] for _ in range(3)]

    said = {
        "mine": "the byte of `mine` wins",
        "theirs": "the byte of `theirs` wins",
        "base": "the byte of `base` stays",
    }[prefer]
    return Made(
        f"int @f({BUFFER} base, {BYTES} mine, {BYTES} theirs)",
        body,
        oracle,
        given,
        (
            f"Write a function that merges two hacks of the same ROM byte by byte into `base`: a byte that only one of them changed gets that change, one that both changed alike gets it as well, and where they changed it differently {said}. Return the number of the latter. All three are equally long.",
            f"How do I do a three-way merge of ROM images (same size)? Changed means different from `base`. One change: take it. Two equal changes: take it. Two different changes: a conflict, {said}. Result in `base`; return how many conflicts there were.",
            f"base[i] = mine[i] if theirs[i] == base[i], theirs[i] if mine[i] is base[i] or theirs[i]; conflict (all three differ): {said}; returns the conflicts",
            f"Two people edited copies of my ROM. Bring both into the original, offset by offset. If only one edit touches a byte, use it; if both make it the same, fine; if not, count it as a conflict: {said}.",
        ),
    )


def changed_ranges(rng: random.Random) -> Made:
    gap = rng.choice((0, 1, 3))
    struct = Struct(rng.choice(("Range", "Change", "Span")), (("int", "start"), ("int", "end")))
    last = rng.random() < 0.5
    end = "i" if last else "i + 1"
    reach = gap + 1
    near = f"i - ranges.back().end <= {reach if last else reach - 1}"
    body = cpp(
        """
        std::vector<@name> ranges;
        for (int i = 0; i < static_cast<int>(before.size()); ++i) {
          if (before[i] == after[i]) continue;
          if (!ranges.empty() && @near)
            ranges.back().end = @end;
          else
            ranges.push_back({i, @end});
        }
        return ranges;
        """,
        name=struct.name,
        near=near,
        end=end,
    )

    def oracle(before: list[int], after: list[int]) -> list[Record]:
        text = "".join("=" if a == b else "x" for a, b in zip(before, after, strict=True))
        found: list[list[int]] = []
        for i, sign in enumerate(text):
            if sign == "x":
                if found and text[found[-1][1] + 1 : i].count("=") <= gap:
                    found[-1][1] = i
                else:
                    found.append([i, i])
        return [Record(("start", "end"), (a, b if last else b + 1)) for a, b in found]

    def given(r: random.Random) -> list[object]:
        before = r.randbytes(r.randrange(0, 30))
        return [before, bytes(b ^ r.choice((0, 0, 0, 1)) for b in before)]

    join = (
        f"differences with no more than {gap} equal byte{'s' if gap > 1 else ''} between them belong to one range"
        if gap
        else "only neighbouring differences belong to one range"
    )
    stop = "`end` is the offset of its last differing byte" if last else "`end` is one behind its last differing byte"
    return Made(
        f"std::vector<{struct.name}> @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that lists where two buffers of the same size differ, as ranges from low to high; {join}. `start` is the offset of a range's first difference and {stop}.",
            f"How do I get the changed areas between two versions (equal sizes)? Ascending {{start, end}}; {join}; {stop}.",
            f"ranges of i with before[i] != after[i]; {join}; {stop}",
            f"The history window of my editor marks what an action has changed. From the bytes before and after it (same length) make a list of ranges: {join}, and {stop}.",
        ),
        (struct,),
    )


def most_frequent(rng: random.Random) -> Made:
    words = rng.random() < 0.4
    count = rng.choice((2, 3, 4))
    low = rng.random() < 0.6
    kind = "uint16_t" if words else "uint8_t"
    tie = "a.first < b.first" if low else "a.first > b.first"
    body = cpp(
        """
        std::map<@kind, int> counts;
        for (@kind value : data) ++counts[value];
        std::vector<std::pair<@kind, int>> sorted(counts.begin(), counts.end());
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
          return a.second != b.second ? a.second > b.second : @tie;
        });
        std::vector<@kind> result;
        for (size_t i = 0; i < sorted.size() && i < @count; ++i) result.push_back(sorted[i].first);
        return result;
        """,
        kind=kind,
        tie=tie,
        count=count,
    )

    def oracle(data: list[int]) -> list[int]:
        seen = Counter(data)
        return sorted(seen, key=lambda one: (-seen[one], one if low else -one))[:count]

    what = rng.choice(("tile word", "map word") if words else ("byte", "tile number", "command"))
    order = "smaller" if low else "larger"
    return Made(
        f"std::vector<{kind}> @f(const std::vector<{kind}>& data)",
        body,
        oracle,
        lambda r: [[r.choice((1, 2, 3, 4, 5, 250)) for _ in range(r.randrange(0, 16))]],
        (
            f"Write a function that returns the {count} most frequent values of `data`, the most frequent first; of equally frequent ones the {order} comes first. If there are fewer different values, return those.",
            f"How do I find the {count} commonest {what}s? Sorted by frequency, descending, then the {order} value first. Fewer than {count} different ones: all of them.",
            f"values by (-count, {'value' if low else '-value'}), the first {count}",
            f"A packer gives short codes to frequent values. Which {count} {what}s occur most often? Most common first, and at a draw the {order} one. There may be less than {count}.",
        ),
    )


def sort_records(rng: random.Random) -> Made:
    size = rng.choice((3, 4, 6))
    field = rng.randrange(size - 1)
    wide = rng.random() < 0.4
    down = rng.random() < 0.4
    value = f"data[at + {field}]" + (f" | data[at + {field + 1}] << 8" if wide else "")
    value = value.replace("at + 0]", "at]")
    body = cpp(
        """
        auto key = [&](size_t at) { return @value; };
        std::vector<size_t> starts;
        for (size_t at = 0; at + @size <= data.size(); at += @size) starts.push_back(at);
        std::stable_sort(starts.begin(), starts.end(), [&](size_t a, size_t b) { return key(@left) < key(@right); });
        std::vector<uint8_t> out;
        for (size_t at : starts) out.insert(out.end(), data.begin() + at, data.begin() + at + @size);
        return out;
        """,
        value=value,
        size=size,
        left="b" if down else "a",
        right="a" if down else "b",
    )

    def oracle(data: list[int]) -> list[int]:
        rows = [data[i * size : (i + 1) * size] for i in range(len(data) // size)]
        width = 2 if wide else 1
        keyed = [(int.from_bytes(bytes(row[field : field + width]), "little"), i) for i, row in enumerate(rows)]
        order = sorted(keyed, key=lambda one: (-one[0] if down else one[0], one[1]))
        return [byte for _, i in order for byte in rows[i]]

    def given(r: random.Random) -> list[bytes]:
        return [
            bytes(r.choice((1, 2, 3, r.randrange(256))) for _ in range(size * r.randrange(0, 6) + r.choice((0, 0, 1))))
        ]

    key = f"the little-endian word at offset {field}" if wide else f"the byte at offset {field}"
    way = "descending" if down else "ascending"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that sorts a table of {size}-byte records by {key} of a record (unsigned), {way}; records with the same key keep their order. Return the sorted bytes; an incomplete record at the end is left out.",
            f"How do I sort raw records? Size {size}, key: {key}, unsigned and {way}, stable. Leftover bytes are dropped from the result.",
            f"stable sort of {size}-byte rows by {'word' if wide else 'byte'}[{field}], {way}; partial row dropped",
            f"The game wants its sprite table ordered ({way}) by {key} of each entry, entries being {size} bytes. Equal ones must not change places. Give me the new table; bytes behind the last whole entry are not needed.",
        ),
    )


def free_ids(rng: random.Random) -> Made:
    limit = rng.choice((8, 16, 32, 64))
    what = rng.choice(("first", "all", "count"))
    size = rng.choice((1, 1, 2, 4))
    step = f"at += {size}" if size > 1 else "++at"
    head = f"std::vector<bool> used({limit});\nfor (size_t at = 0; at < data.size(); {step})\n  if (data[at] < {limit}) used[data[at]] = true;\n"
    body = (
        head
        + {
            "first": f"for (int id = 0; id < {limit}; ++id)\n  if (!used[id]) return id;\nreturn -1;",
            "all": f"std::vector<uint8_t> ids;\nfor (int id = 0; id < {limit}; ++id)\n  if (!used[id]) ids.push_back(id);\nreturn ids;",
            "count": "return std::count(used.begin(), used.end(), false);",
        }[what]
    )

    def oracle(data: list[int]) -> object:
        left = [one for one in range(limit) if one not in data[::size]]
        return {"first": left[0] if left else -1, "all": left, "count": len(left)}[what]

    def given(r: random.Random) -> list[bytes]:
        ids = [r.choice((one, one, 0xFF, 3)) for one in range(r.choice((0, 2, limit - 1, limit, limit)))]
        r.shuffle(ids)
        return [b"".join(bytes([one]) + r.randbytes(size - 1) for one in ids)]

    wanted = {
        "first": "the lowest free number, -1 if all are taken",
        "all": "all free numbers, ascending",
        "count": "how many numbers are free",
    }[what]
    where = (
        "each byte is the number of something"
        if size == 1
        else f"the first byte of each {size}-byte record is its number"
    )
    return Made(
        f"{'std::vector<uint8_t>' if what == 'all' else 'int'} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds unused numbers from 0 to {limit - 1}. In the data {where}; values of {limit} and more mean nothing. Return {wanted}.",
            f"How do I get free ids? Range 0..{limit - 1}; {where} (larger values: ignore). Result: {wanted}.",
            f"free = {{0..{limit - 1}}} minus the ids in use ({where}); result: {wanted}",
            f"There are {limit} slots for messages, and in `data` {where}, so that slot is taken. My editor needs {wanted}; anything above {limit - 1} is no slot.",
        ),
    )


def sorted_merge(rng: random.Random) -> Made:
    way = rng.choice(("union", "both", "minus"))
    call = {"union": "set_union", "both": "set_intersection", "minus": "set_difference"}[way]
    word = rng.choice(("offsets", "tiles", "rooms"))
    body = f"std::sort(a.begin(), a.end());\na.erase(std::unique(a.begin(), a.end()), a.end());\nstd::vector<uint16_t> other = b, out;\nstd::sort(other.begin(), other.end());\nother.erase(std::unique(other.begin(), other.end()), other.end());\nstd::{call}(a.begin(), a.end(), other.begin(), other.end(), std::back_inserter(out));\na = out;"

    def oracle(a: list[int], b: list[int]) -> None:
        first, second = set(a), set(b)
        a[:] = sorted(first | second if way == "union" else first & second if way == "both" else first - second)

    said = {
        "union": "that are in `a` or in `b`",
        "both": "that are in `a` and in `b`",
        "minus": "of `a` that are not in `b`",
    }[way]
    return Made(
        f"void @f({WORD_BUFFER} a, {WORDS} b)",
        body,
        oracle,
        lambda r: [[r.randrange(9) * 7 for _ in range(r.randrange(0, 8))] for _ in range(2)],
        (
            f"Write a function that replaces the list `a` by the {word} {said}, ascending and each once. The lists come in any order and may have duplicates.",
            f"How do I combine two lists of {word}? `a` shall hold the ones {said}, sorted from low to high without repeats; neither list is sorted before.",
            f"a = sorted set of {word} {said}",
            f"Two selections of {word} in my editor, unsorted and with repeated values. Leave in `a` those {said}: smallest first, nothing twice.",
        ),
    )


RECIPES = (
    block_behind_pointer,
    next_address,
    room_left_in_bank,
    relocate_pointers,
    largest_free_run,
    claim_space,
    free_by_bank,
    list_append,
    list_remove,
    lists_of_rooms,
    merge_changes,
    changed_ranges,
    most_frequent,
    sort_records,
    free_ids,
    sorted_merge,
)
