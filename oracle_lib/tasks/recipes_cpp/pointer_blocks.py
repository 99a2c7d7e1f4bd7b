"""Blocks behind pointers: offset tables with their data rebuilt, shared blocks, split tables edited, tables of other forms."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "addresses"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _packed(blocks: list[bytes]) -> bytes:
    """A table of 16-bit offsets from its own start, and the blocks behind it."""
    at, table = 2 * len(blocks), b""
    for one in blocks:
        table += at.to_bytes(2, "little")
        at += len(one)
    return table + b"".join(blocks)


def _unpacked(data: list[int]) -> list[bytes]:
    count = (data[0] + 256 * data[1]) // 2 if len(data) > 1 else 0
    starts = [data[2 * i] + 256 * data[2 * i + 1] for i in range(count)] + [len(data)]
    return [bytes(data[a:b]) for a, b in itertools.pairwise(starts)]


def _blocks(r: random.Random, least: int = 0) -> list[bytes]:
    return [r.randbytes(r.choice((1, 2, 3, 0, 5))) for _ in range(r.randrange(least, 5))]


_FORM = "a table of little-endian 16-bit offsets, counted from its own first byte, then the blocks in table order without gaps (so the first offset is the size of the table, and the last block ends with the data)"


def replace_packed_block(rng: random.Random) -> Made:
    order = rng.choice(("index", "last"))
    index = "index" if order == "index" else "count - 1"
    body = cpp(
        """
        auto word = [&](size_t i) { return data[2 * i] | data[2 * i + 1] << 8; };
        const size_t count = word(0) / 2, which = @index;
        const size_t start = word(which), end = which + 1 < count ? word(which + 1) : data.size();
        for (size_t i = which + 1; i < count; ++i) {
          const int moved = word(i) + int(block.size()) - int(end - start);
          data[2 * i] = moved & 0xFF;
          data[2 * i + 1] = moved >> 8;
        }
        data.erase(data.begin() + start, data.begin() + end);
        data.insert(data.begin() + start, block.begin(), block.end());
        """,
        index=index,
    )
    if order == "last":
        body = "const size_t count = (data[0] | data[1] << 8) / 2;\ndata.resize(data[2 * count - 2] | data[2 * count - 1] << 8);\ndata.insert(data.end(), block.begin(), block.end());"

    def oracle(data: list[int], *rest: object) -> None:
        blocks = _unpacked(data)
        block = bytes(rest[-1])  # type: ignore[call-overload]
        blocks[int(str(rest[0])) if order == "index" else -1] = block
        data[:] = _packed(blocks)

    def given(r: random.Random) -> list[object]:
        blocks = _blocks(r, 1)
        which = [r.randrange(len(blocks))] if order == "index" else []
        return [_packed(blocks), *which, r.randbytes(r.randrange(6))]

    what = "block number `index`" if order == "index" else "the last block"
    return Made(
        f"void @f({BUFFER} data{', size_t index' if order == 'index' else ''}, {BYTES} block)",
        body,
        oracle,
        given,
        (
            f"Write a function that replaces {what} of an archive by `block`, which may have another size. The archive is {_FORM}. It has at least one block{' and `index` exists' if order == 'index' else ''}; all offsets are right afterwards and stay below 65536.",
            f"swap in new data for {what}; layout: {_FORM}; fix the offsets behind it",
            f"I edited a text bank: {what} gets new contents of any length. The bank is {_FORM}. Data and table must fit again; there is at least one block.",
            f"In place: {what} := `block`. Format: {_FORM}. Offsets of later blocks move by the difference of the sizes.",
        ),
    )


def drop_packed_block(rng: random.Random) -> Made:
    result = rng.choice(("size", "bool"))
    body = cpp(
        """
        auto word = [&](size_t i) { return data[2 * i] | data[2 * i + 1] << 8; };
        const size_t count = data.empty() ? 0 : word(0) / 2;
        if (index >= count) return @no;
        const size_t start = word(index), end = index + 1 < count ? word(index + 1) : data.size();
        for (size_t i = 0; i < count; ++i) {
          const size_t moved = word(i) - 2 - (i > index ? end - start : 0);
          data[2 * i] = moved & 0xFF;
          data[2 * i + 1] = moved >> 8;
        }
        data.erase(data.begin() + start, data.begin() + end);
        data.erase(data.begin() + 2 * index, data.begin() + 2 * index + 2);
        return @yes;
        """,
        no="-1" if result == "size" else "false",
        yes="int(end - start)" if result == "size" else "true",
    )

    def oracle(data: list[int], index: int) -> object:
        blocks = _unpacked(data)
        if index >= len(blocks):
            return -1 if result == "size" else False
        gone = blocks.pop(index)
        data[:] = _packed(blocks)
        return len(gone) if result == "size" else True

    def given(r: random.Random) -> list[object]:
        blocks = _blocks(r)
        return [_packed(blocks), r.randrange(len(blocks) + 2)]

    told = (
        "Return the size of the removed block, or -1 (nothing changed) if there is no such block"
        if result == "size"
        else "Return true, or false without a change if there is no such block"
    )
    return Made(
        f"{'int' if result == 'size' else 'bool'} @f({BUFFER} data, size_t index)",
        body,
        oracle,
        given,
        (
            f"Write a function that removes block `index` and its table entry from an archive: {_FORM}. No data at all is an archive without blocks. All remaining offsets are corrected. {told}.",
            f"delete entry `index` of an offset-table archive ({_FORM}; empty = no blocks); {told[0].lower()}{told[1:]}",
            f"How can I delete a dialogue from a packed bank, pointer included? The bank is {_FORM}, or empty. The table gets 2 bytes shorter, so every offset changes. {told}.",
            f"Remove a block from `data`, that is {_FORM} (an empty vector has none). {told}.",
        ),
    )


def append_packed_block(rng: random.Random) -> Made:
    first = rng.random() < 0.5
    body = cpp(
        """
        const size_t count = data.empty() ? 0 : (data[0] | data[1] << 8) / 2;
        for (size_t i = 0; i < count; ++i) {
          const size_t moved = (data[2 * i] | data[2 * i + 1] << 8) + 2@more;
          data[2 * i] = moved & 0xFF;
          data[2 * i + 1] = moved >> 8;
        }
        @insert
        """,
        more=" + block.size()" if first else "",
        insert=(
            "data.insert(data.begin() + 2 * count, block.begin(), block.end());\nconst uint8_t entry[] = {uint8_t(2 * count + 2), uint8_t((2 * count + 2) >> 8)};\ndata.insert(data.begin(), entry, entry + 2);"
            if first
            else "const size_t start = data.size() + 2;\nconst uint8_t entry[] = {uint8_t(start), uint8_t(start >> 8)};\ndata.insert(data.begin() + 2 * count, entry, entry + 2);\ndata.insert(data.end(), block.begin(), block.end());"
        ),
    )

    def oracle(data: list[int], block: list[int]) -> None:
        blocks = _unpacked(data)
        blocks.insert(0 if first else len(blocks), bytes(block))
        data[:] = _packed(blocks)

    where = "before all others, as block 0" if first else "behind all others"
    return Made(
        f"void @f({BUFFER} data, {BYTES} block)",
        body,
        oracle,
        lambda r: [_packed(_blocks(r)), r.randbytes(r.randrange(5))],
        (
            f"Write a function that adds a block to an archive, {where}. The archive is {_FORM}; no data at all means no blocks yet. The table grows by one entry, and every offset is right afterwards (below 65536).",
            f"add `block` {where}; {_FORM}; may start empty",
            f"My message bank is {_FORM}, or an empty vector when new. I want to add a message {where}, with all offsets corrected.",
            f"Insert a block {where}: table one word longer, offsets adjusted. Layout: {_FORM}; empty data hold zero blocks.",
        ),
    )


def reorder_packed_blocks(rng: random.Random) -> Made:
    body = cpp(
        """
        auto word = [&](size_t i) -> size_t { return data[2 * i] | data[2 * i + 1] << 8; };
        const size_t count = data.empty() ? 0 : word(0) / 2;
        std::vector<uint8_t> table, blocks;
        for (uint8_t from : order) {
          const size_t start = word(from), end = from + 1u < count ? word(from + 1) : data.size();
          const size_t place = 2 * order.size() + blocks.size();
          table.push_back(place & 0xFF);
          table.push_back(place >> 8);
          blocks.insert(blocks.end(), data.begin() + start, data.begin() + end);
        }
        table.insert(table.end(), blocks.begin(), blocks.end());
        return table;
        """
    )

    def oracle(data: list[int], order: list[int]) -> bytes:
        blocks = _unpacked(data)
        return _packed([blocks[i] for i in order])

    def given(r: random.Random) -> list[object]:
        blocks = _blocks(r, 1)
        every = list(range(len(blocks)))
        return [_packed(blocks), bytes(r.choice((r.sample(every, len(every)), r.choices(every, k=r.randrange(5)))))]

    return Made(
        f"std::vector<uint8_t> @f({BYTES} data, {BYTES} order)",
        body,
        oracle,
        given,
        (
            f"Write a function that rebuilds an archive with its blocks in another order: block i of the result is block order[i] of `data`. Numbers may be missing or occur twice (the block is then stored twice), all of them exist. Old and new archive are {_FORM}; without blocks the result is empty.",
            f"new archive from blocks order[0], order[1], ... of the old one; both are {_FORM}",
            f"I renumbered my messages and need the bank in the new order; `order` has, for each new number, the old one (always valid, repeats possible, some may be left out). Both banks: {_FORM}.",
            f"Pick blocks by number into a fresh archive, `order` telling which (valid numbers, each occurrence is stored). Format before and after: {_FORM}.",
        ),
    )


def share_equal_blocks(rng: random.Random) -> Made:
    wanted = rng.choice(("saved", "changed"))
    body = cpp(
        """
        int result = 0;
        for (size_t i = 0; i < pointers.size(); ++i)
          for (size_t j = 0; j < i; ++j) {
            if (!std::equal(data.begin() + pointers[i], data.begin() + pointers[i] + size, data.begin() + pointers[j])) continue;
            if (pointers[i] != pointers[j]) ++result;
            pointers[i] = pointers[j];
            break;
          }
        return result;
        """
    )
    if wanted == "saved":
        body = cpp(
            """
            const std::set<uint16_t> before(pointers.begin(), pointers.end());
            for (size_t i = 0; i < pointers.size(); ++i)
              for (size_t j = 0; j < i; ++j)
                if (std::equal(data.begin() + pointers[i], data.begin() + pointers[i] + size, data.begin() + pointers[j])) {
                  pointers[i] = pointers[j];
                  break;
                }
            const std::set<uint16_t> after(pointers.begin(), pointers.end());
            return (before.size() - after.size()) * size;
            """
        )

    def oracle(data: list[int], pointers: list[int], size: int) -> int:
        first: dict[bytes, int] = {}
        old = list(pointers)
        for i, one in enumerate(old):
            pointers[i] = first.setdefault(bytes(data[one : one + size]), one)
        if wanted == "saved":
            return (len(set(old)) - len(set(pointers))) * size
        return sum(a != b for a, b in zip(old, pointers, strict=True))

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 4)
        kinds = [r.randbytes(size) for _ in range(2)]
        count = r.randrange(1, 7)
        data = b"".join(r.choice(kinds) for _ in range(count))
        return [data, [size * r.randrange(count) for _ in range(r.randrange(7))], size]

    goal = (
        "how many bytes become free, that is `size` for each block that was used before and is no longer"
        if wanted == "saved"
        else "how many entries have changed"
    )
    return Made(
        f"int @f({BYTES} data, {WORD_BUFFER} pointers, size_t size)",
        body,
        oracle,
        given,
        (
            f"Write a function that lets equal blocks be stored once: pointers[i] is the offset in `data` of a block of `size` bytes (inside the data). Each entry is changed to that of the first entry in the table whose block has the same contents. Return {goal}. Blocks do not overlap.",
            f"dedupe fixed-size blocks via their pointer table (redirect each entry to the first one with equal bytes); returns {goal}; distinct blocks never overlap",
            f"Several rooms have identical data. Point all of them to the block of the first room with these bytes. Entries are offsets in `data`, all blocks are `size` bytes and don't overlap. I'd like to know {goal}.",
            f"Merge duplicates: rewrite `pointers` so that equal blocks (`size` bytes each, no overlaps) share the earliest entry's offset. Result: {goal}.",
        ),
    )


def pack_pointed_blocks(rng: random.Random) -> Made:
    body = cpp(
        """
        std::map<uint16_t, uint16_t> moved;
        for (uint16_t one : pointers) moved[one] = 0;
        std::vector<uint8_t> packed;
        for (auto& [from, to] : moved) {
          to = packed.size();
          packed.insert(packed.end(), data.begin() + from, data.begin() + from + @size);
        }
        for (uint16_t& one : pointers) one = moved[one];
        @end
        """,
        size=(length := rng.choice(("size", "data[from] + 1"))),
        end=(end := rng.choice(("return packed;", "data = packed;"))),
    )
    sized = length == "size"
    place = end.startswith("data")

    def oracle(data: list[int], pointers: list[int], size: int = 0) -> object:
        def block(at: int) -> list[int]:
            return data[at : at + (size if sized else 1 + data[at])]

        starts = sorted(set(pointers))
        out: list[int] = []
        new: list[int] = []
        for one in starts:
            new.append(len(out))
            out += block(one)
        pointers[:] = [new[starts.index(one)] for one in pointers]
        if place:
            data[:] = out
            return None
        return out

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 4)
        data, starts = b"", []
        for _ in range(r.randrange(1, 5)):
            data += r.randbytes(r.randrange(3))
            starts.append(len(data))
            count = r.randrange(3)
            data += r.randbytes(size) if sized else bytes([count]) + r.randbytes(count)
        pointers = [r.choice(starts) for _ in range(r.randrange(6))]
        return [data + r.randbytes(r.randrange(3)), pointers, *([size] if sized else [])]

    what = "blocks of `size` bytes" if sized else "blocks that begin with the number of bytes that follow in them"
    last = "`data` is replaced by them" if place else "the result is these bytes"
    return Made(
        f"{'void' if place else 'std::vector<uint8_t>'} @f({BUFFER if place else BYTES} data, {WORD_BUFFER} pointers{', size_t size' if sized else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that removes unused bytes: `pointers` are offsets in `data` of {what}, which do not overlap; several entries may share a block. All blocks that are pointed to move together, in the order of their old offsets, each once and from offset 0 on; {last}, and the pointers follow.",
            f"compact the data behind a pointer table ({what}, shared ones once, old address order, no gaps); {last}; pointers updated",
            f"After many edits my bank is full of holes. `pointers` leads to {what} (no overlap, sharing possible). Close the gaps without changing the order of the blocks, drop what nobody points to, and correct the table; {last}.",
            f"Garbage collection: keep the blocks that some entry leads to ({what}), packed from 0 up by old offset; {last}. Entries get the new offsets. Blocks never overlap partly.",
        ),
    )


def sizes_to_pointers(rng: random.Random) -> Made:
    form = rng.choice(("bytes", "words"))
    back = rng.random() < 0.5
    unit = rng.choice((1, 2, 4, 8))
    times = f" * {unit}" if unit > 1 else ""
    if back:
        body = f"std::vector<{'uint8_t' if form == 'bytes' else 'uint16_t'}> sizes;\nfor (size_t i = 0; i + 1 < pointers.size(); ++i) sizes.push_back((pointers[i + 1] - pointers[i]){f' / {unit}' if unit > 1 else ''});\nreturn sizes;"
        signature = f"std::vector<{'uint8_t' if form == 'bytes' else 'uint16_t'}> @f({WORDS} pointers)"
    else:
        body = f"std::vector<uint16_t> pointers{{start}};\nfor (auto size : sizes) pointers.push_back(pointers.back() + size{times});\nreturn pointers;"
        signature = f"std::vector<uint16_t> @f(uint16_t start, {BYTES if form == 'bytes' else WORDS} sizes)"

    def oracle(*given: object) -> list[int]:
        if back:
            [pointers] = given
            assert isinstance(pointers, list)
            return [(b - a) // unit for a, b in itertools.pairwise(pointers)]
        start, sizes = given
        assert isinstance(sizes, list) and isinstance(start, int)
        return [(start + unit * sum(sizes[:i])) % 65536 for i in range(len(sizes) + 1)]

    def given(r: random.Random) -> list[object]:
        most = 256 if form == "bytes" else 700
        sizes = [r.choice((0, 1, 16, 255, r.randrange(most))) for _ in range(r.randrange(6))]
        if back:
            at, out = 0x8000, []
            for one in sizes:
                out.append(at)
                at += one * unit
            return [out]
        return [r.choice((0x8000, 0xC000, 0xFF00)), bytes(sizes) if form == "bytes" else sizes]

    each = f"number of {unit}-byte units" if unit > 1 else "number of bytes"
    asks = (
        (
            f"Write a function that turns an ascending pointer table into sizes: for each pair of neighbours the {each} from one to the next (which {'fits a byte' if form == 'bytes' else 'fits a word'} and has no remainder). n pointers give n - 1 sizes, none give none.",
            f"differences of neighbouring pointers, as {each}; ascending table, n entries -> n - 1",
            f"To save ROM I store sizes rather than pointers. The ascending table has one more entry than there are blocks; give the {each} of each block.",
            f"pointers p0 <= p1 <= ... -> {each} between each and the next one; differences are exact multiples.",
        )
        if back
        else (
            f"Write a function that makes a pointer table of block sizes: the first block is at address `start`, each next one follows directly; a size is a {each}. Behind the last block comes one more entry, the end. Addresses wrap at 16 bits.",
            f"prefix sums: start, start + size 0, ... (sizes in {'units of ' + str(unit) + ' bytes' if unit > 1 else 'bytes'}), n sizes -> n + 1 words, mod 65536",
            f"The game stores only sizes ({each} per block) and lays the blocks out from `start` on without gaps. I need all addresses and, last, the address behind the data; 16 bits, wrapping.",
            f"From sizes to addresses: result[0] = start, result[i + 1] = result[i] plus block i ({each}), 16-bit arithmetic.",
        )
    )
    return Made(signature, body, oracle, given, asks)


def chunk_directory(rng: random.Random) -> Made:
    wide = rng.random() < 0.5
    inclusive = rng.random() < 0.3
    head = 2 if wide else 1
    base = rng.choice((0, 0x8000))
    size = "data[at] | data[at + 1] << 8" if wide else "data[at]"
    step = "size" if inclusive else f"{head} + size"
    body = cpp(
        """
        std::vector<uint16_t> starts;
        size_t at = 0;
        while (at + @head <= data.size()) {
          const size_t size = @size;
          if (@stop) break;
          starts.push_back(@base);
          at += @step;
        }
        return starts;
        """,
        head=head,
        size=size,
        stop=f"size < {head} || at + size > data.size()"
        if inclusive
        else f"size == 0 || at + {head} + size > data.size()",
        base=f"{hexadecimal(base)} + at" if base else "at",
        step=step,
    )

    def oracle(data: list[int]) -> list[int]:
        left, out = bytes(data), []
        while len(left) >= head:
            size = int.from_bytes(left[:head], "little") + (0 if inclusive else head)
            if size > len(left) or size < head or (not inclusive and size == head):
                break
            out.append(base + len(data) - len(left))
            left = left[size:]
        return out

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(5)):
            count = r.choice((1, 2, 3, 5))
            out += (count + head * inclusive).to_bytes(head, "little") + r.randbytes(count)
        return [out + r.choice((b"", bytes(head), bytes(head) + b"\2\1\1\1", b"\x30\0\1", b"\1"))]

    prefix = f"a {'little-endian word' if wide else 'byte'} with {'its whole size, the ' + ('word' if wide else 'byte') + ' itself included' if inclusive else 'the number of bytes that follow in it'}"
    stop = (
        f"a size below {head}" if inclusive else "a size of 0"
    ) + ", where a block would reach beyond the data, or where the size itself is incomplete"
    what = (
        f"the address of each block's first (size) byte, where data[0] is at ${base:04X}"
        if base
        else "the offset of each block's first (size) byte"
    )
    return Made(
        f"std::vector<uint16_t> @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that makes a pointer table for blocks which lie one behind the other: each begins with {prefix}. Return {what}. It stops at {stop}.",
            f"index of length-prefixed blocks ({prefix}): {what}; stop at {stop}",
            f"To reach a block without walking through all before it, I'd like a table: {what}. A block begins with {prefix}; the list is over at {stop}.",
            f"Block directory. Prefix: {prefix}. Result: {what}. End: {stop}.",
        ),
    )


def block_containing(rng: random.Random) -> Made:
    wanted = rng.choice(("index", "inside"))
    body = cpp(
        """
        int best = -1;
        for (size_t i = 0; i < starts.size(); ++i)
          if (starts[i] <= address && (best < 0 || starts[i] > starts[best])) best = i;
        if (best < 0 || address >= end) return -1;
        return @result;
        """,
        result="best" if wanted == "index" else "address - starts[best]",
    )

    def oracle(starts: list[int], end: int, address: int) -> int:
        owner = [(-one, i) for i, one in enumerate(starts) if one <= address < end]
        if not owner:
            return -1
        low, index = min(owner)
        return index if wanted == "index" else address + low

    def given(r: random.Random) -> list[object]:
        starts = [r.choice((0x8000, 0x8010, r.randrange(0x8000, 0x8080))) for _ in range(r.randrange(6))]
        return [starts, 0x8080, r.choice((0x8000, 0x8080, 0x807F, 0x7FFF, *starts, r.randrange(0x8000, 0x8090)))]

    goal = (
        "the number of the entry (the first of equal ones) whose block it is"
        if wanted == "index"
        else "how many bytes it is behind the start of its block"
    )
    return Made(
        f"int @f({WORDS} starts, uint16_t end, uint16_t address)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells to which block an address belongs. `starts` are the addresses of blocks in any order; a block reaches to the next higher start, the last one up to, not including, `end` (no start is above it). Return {goal}, or -1 if the address is in none.",
            f"unsorted block starts + end of data: {goal}, or -1 outside",
            f"The write breakpoint fired at `address`: whose data is that? The pointer table isn't sorted, blocks fill everything from the lowest pointer to `end` (exclusive). I want {goal}; -1 if it lies outside.",
            f"Block lookup by address: largest start <= address, address < end. Result: {goal}, else -1.",
        ),
    )


def two_level_lookup(rng: random.Random) -> Made:
    base = rng.choice((0x8000, 0xC000))
    kind = rng.choice(("byte", "word"))
    null = rng.random() < 0.5
    body = cpp(
        """
        auto word = [&](size_t at) -> size_t { return bank[at] | bank[at + 1] << 8; };
        const size_t rows = word(table - @base + 2 * group);@check
        return @read;
        """,
        base=hexadecimal(base),
        check="\nif (rows == 0) return -1;" if null else "",
        read=f"bank[rows - {hexadecimal(base)} + index]"
        if kind == "byte"
        else f"word(rows - {hexadecimal(base)} + 2 * index)",
    )

    def oracle(bank: list[int], table: int, group: int, index: int) -> int:
        memory = {base + i: one for i, one in enumerate(bank)}
        at = table + 2 * group
        rows = memory[at] + memory[at + 1] * 256
        if null and rows == 0:
            return -1
        if kind == "byte":
            return memory[rows + index]
        return memory[rows + 2 * index] + memory[rows + 2 * index + 1] * 256

    def given(r: random.Random) -> list[object]:
        front, groups, rows = r.randrange(4), r.randrange(1, 4), r.randrange(1, 4)
        size = rows * (1 if kind == "byte" else 2)
        at, words = base + front + 2 * groups, b""
        for i in range(groups):
            words += (0 if null and r.random() < 0.25 else at + i * size).to_bytes(2, "little")
        return [
            r.randbytes(front) + words + r.randbytes(groups * size),
            base + front,
            r.randrange(groups),
            r.randrange(rows),
        ]

    none = " A pointer of 0 means that the group has nothing: return -1." if null else ""
    item = "byte" if kind == "byte" else "little-endian word"
    return Made(
        f"int @f({BYTES} bank, uint16_t table, int group, int index)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads {item} number `index` of group number `group` from a two-level table. At address `table` there is a 16-bit little-endian pointer for each group, leading to its {item}s. bank[0] has address ${base:04X}, and everything lies inside.{none}",
            f"table[group] -> pointer -> {item} [index]; addresses relative to ${base:04X} = bank[0]{'; null pointer: -1' if null else ''}",
            f"Level data are reached in two steps: a word pointer by group, then a {item} by index. Both numbers count from 0 and exist; address ${base:04X} is bank[0].{none}",
            f"Do as the game does: LDA table,X for the group's pointer (2 bytes), then the {item} at (pointer),Y with Y {'= index' if kind == 'byte' else '= 2 * index'}. The bank is seen from ${base:04X} on.{none}",
        ),
    )


def rts_table(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    long = rng.random() < 0.4
    size = 3 if long else 2
    if back:
        body = f"std::vector<uint8_t> table;\nfor (uint32_t target : targets) {{\n  const uint16_t low = target - 1;\n  table.push_back(low & 0xFF);\n  table.push_back(low >> 8);{chr(10) + '  table.push_back(target >> 16);' if long else ''}\n}}\nreturn table;"
        signature = "std::vector<uint8_t> @f(const std::vector<uint32_t>& targets)"
    else:
        target = "bank << 16 | uint16_t((table[i] | table[i + 1] << 8) + 1)".replace(
            "bank", "table[i + 2]" if long else "bank"
        )
        body = f"std::vector<uint32_t> targets;\nfor (size_t i = 0; i + {size} <= table.size(); i += {size}) targets.push_back({target});\nreturn targets;"
        signature = f"std::vector<uint32_t> @f({BYTES} table{'' if long else ', uint8_t bank'})"

    def oracle(values: list[int], bank: int = 0) -> object:
        if back:
            return [
                part
                for one in values
                for part in [*((one % 65536 - 1) % 65536).to_bytes(2, "little"), *([one // 65536] if long else [])]
            ]
        rows = [values[i * size : i * size + size] for i in range(len(values) // size)]
        return [(row[2] if long else bank) * 65536 + (row[0] + 256 * row[1] + 1) % 65536 for row in rows]

    def given(r: random.Random) -> list[object]:
        if back:
            return [[r.choice((0x008000, 0x0D0000, 0x028100, r.randrange(1 << 24))) for _ in range(r.randrange(5))]]
        table = b"".join(
            r.choice((b"\xff\xff", b"\xff\x80", r.randbytes(2))) + r.randbytes(size - 2) for _ in range(r.randrange(5))
        )
        return [table + r.choice((b"", b"\x80")), *([] if long else [r.choice((0, 0x0D, 0x85))])]

    ret = "RTL" if long else "RTS"
    form = "two bytes, low first, and the bank" if long else "a little-endian word"
    if back:
        asks = (
            f"Write a function that builds a jump table for the {ret} trick: for every 24-bit routine address the entry is {form}; since {ret} adds one, the 16-bit part holds the address minus one (wrapping within the bank{'' if long else '; the bank itself is not stored'}).",
            f"{ret} jump table bytes ({form}) for these routines; store address - 1, 16-bit wrap",
            f"My dispatcher pushes an entry and does {ret}. Make the table from routine addresses: {form} each, one less than the address in its lower 16 bits.",
            f"targets -> table for push-and-{ret}. Entry: {form}, (target & 0xFFFF) - 1 modulo 65536.",
        )
    else:
        asks = (
            f"Write a function that lists the routines in a jump table for the {ret} trick. An entry is {form}; {ret} adds one to the 16-bit part (wrapping within the bank). Return 24-bit addresses{'' if long else ' in bank `bank`'}; an incomplete entry at the end does not count.",
            f"{ret} jump table -> 24-bit targets (entry + 1, 16-bit wrap{'' if long else ', bank given'}); entry = {form}; drop an incomplete one",
            f"The game pushes a table entry and executes {ret}, so that entries are one less than the routines' addresses. An entry is {form}. Which routines are these{'' if long else ' (they are in `bank`)'}? Whole entries only.",
            f"Decode a push-and-{ret} table: {form} per entry, target = entry + 1 with the carry lost at 16 bits{'' if long else ', in bank `bank`'}. Ignore what is left of an entry at the end.",
        )
    return Made(signature, body, oracle, given, asks)


def orphan_blocks(rng: random.Random) -> Made:
    wanted = rng.choice(("unused", "unknown"))
    a, b = ("starts", "pointers") if wanted == "unused" else ("pointers", "starts")
    body = cpp(
        """
        const std::set<uint16_t> known(@b.begin(), @b.end());
        std::set<uint16_t> missing;
        for (uint16_t one : @a)
          if (!known.count(one)) missing.insert(one);
        return std::vector<uint16_t>(missing.begin(), missing.end());
        """,
        a=a,
        b=b,
    )

    def oracle(starts: list[int], pointers: list[int]) -> list[int]:
        one, other = (starts, pointers) if wanted == "unused" else (pointers, starts)
        return sorted(set(one) - set(other))

    goal = (
        "the starts of blocks that no pointer leads to"
        if wanted == "unused"
        else "the pointers that lead to no start of a block"
    )
    return Made(
        f"std::vector<uint16_t> @f({WORDS} starts, {WORDS} pointers)",
        body,
        oracle,
        lambda r: [[r.randrange(0x8000, 0x8008) for _ in range(r.randrange(7))] for _ in range(2)],
        (
            f"Write a function that compares the starts of known blocks with a pointer table and returns {goal}, ascending and each once. Both lists come in any order and may have repetitions.",
            f"{goal}: ascending, no duplicates",
            f"{'Which of my blocks are dead data' if wanted == 'unused' else 'Which pointers are broken'}? Give me {goal} (sorted, without repetition).",
            f"Consistency check between `starts` and `pointers`: return {goal}, lowest first, each value once.",
        ),
    )


def bank_marked_pointers(rng: random.Random) -> Made:
    mark = rng.choice((0xFF, 0x00))
    back = rng.random() < 0.5
    if back:
        body = cpp(
            """
            std::vector<uint8_t> table;
            int current = -1;
            for (uint32_t pointer : pointers) {
              if (int(pointer >> 16) != current) {
                current = pointer >> 16;
                table.push_back(@mark);
                table.push_back(current);
              }
              table.push_back(pointer >> 8);
              table.push_back(pointer);
            }
            return table;
            """,
            mark=hexadecimal(mark),
        )
    else:
        body = cpp(
            """
            std::vector<uint32_t> pointers;
            for (size_t i = 0; i + 1 < table.size(); i += 2) {
              if (table[i] == @mark) bank = table[i + 1];
              else pointers.push_back(bank << 16 | table[i] << 8 | table[i + 1]);
            }
            return pointers;
            """,
            mark=hexadecimal(mark),
        )

    def oracle(values: list[int], bank: int = 0) -> list[int]:
        out: list[int] = []
        if back:
            for i, one in enumerate(values):
                if i == 0 or values[i - 1] // 65536 != one // 65536:
                    out += [mark, one // 65536]
                out += divmod(one % 65536, 256)
            return out
        for first, second in zip(values[::2], values[1::2], strict=False):
            if first == mark:
                bank = second
            else:
                out.append(int.from_bytes(bytes((bank, first, second)), "big"))
        return out

    def given(r: random.Random) -> list[object]:
        high = [0x80, 0x9A, 0xC0, 0x91]
        if back:
            return [
                [
                    r.choice((0x10, 0x10, 0x11, 0x22)) << 16 | r.choice(high) << 8 | r.randrange(256)
                    for _ in range(r.randrange(6))
                ]
            ]
        return [
            b"".join(bytes([r.choice((mark, *high)), r.randrange(256)]) for _ in range(r.randrange(7)))
            + r.choice((b"", b"\x80", bytes([mark]))),
            r.choice((0, 0x12, 0x80)),
        ]

    form = f"a pointer is two bytes, high byte first, in the current bank; a pair whose first byte is 0x{mark:02X} sets the current bank to its second byte"
    asks = (
        (
            f"Write a function that stores 24-bit pointers as a table of byte pairs: {form}. A bank pair is written before the first pointer and wherever the bank differs from that of the pointer before. High bytes of pointers are never 0x{mark:02X}.",
            f"pointers -> byte pairs [hi][lo], preceded by [${mark:02X}][bank] at the start and at every change of bank",
            f"How do I store long pointers in two bytes? {form[0].upper() + form[1:]}. Set the bank only when it changes (and at the beginning, if there are any pointers). No pointer's middle byte is ${mark:02X}.",
            f"Encode `pointers` for a reader with a current bank: {form}. No bank pair where the bank stays the same.",
        )
        if back
        else (
            f"Write a function that reads a table of byte pairs as 24-bit pointers: {form}. It starts as `bank`. A single byte at the end is ignored.",
            f"decode [hi][lo] pointers with bank switches [${mark:02X}][bank]; start in `bank`; odd last byte ignored",
            f"This table has two bytes a pointer although its data are in several banks: {form}. Before the first such pair it is `bank`. List the 24-bit pointers; half a pair at the end is nothing.",
            f"Pairs of bytes to long pointers. {form[0].upper() + form[1:]}; `bank` is the one to begin with. Whole pairs only.",
        )
    )
    return Made(
        "std::vector<uint8_t> @f(const std::vector<uint32_t>& pointers)"
        if back
        else f"std::vector<uint32_t> @f({BYTES} table, uint8_t bank)",
        body,
        oracle,
        given,
        asks,
    )


def edit_split_table(rng: random.Random) -> Made:
    action = rng.choice(("insert", "remove"))
    swapped = rng.random() < 0.3
    low, high = ("pointer >> 8", "pointer & 0xFF") if swapped else ("pointer & 0xFF", "pointer >> 8")
    if action == "insert":
        body = f"const size_t count = table.size() / 2;\ntable.insert(table.begin() + count + index, {high});\ntable.insert(table.begin() + index, {low});"
    else:
        body = f"const size_t count = table.size() / 2;\nconst uint16_t pointer = {'table[index] << 8 | table[count + index]' if swapped else 'table[index] | table[count + index] << 8'};\ntable.erase(table.begin() + count + index);\ntable.erase(table.begin() + index);\nreturn pointer;"

    def oracle(table: list[int], index: int, pointer: int = 0) -> int:
        half = len(table) // 2
        pairs = list(zip(table[:half], table[half:], strict=True))
        gone = (0, 0)
        if action == "insert":
            parts = divmod(pointer, 256)
            pairs.insert(index, parts if swapped else parts[::-1])
        else:
            gone = pairs.pop(index)
        table[:] = [a for a, _ in pairs] + [b for _, b in pairs]
        return int.from_bytes(bytes(gone), "big" if swapped else "little")

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        table = r.randbytes(2 * count)
        if action == "insert":
            return [table, r.randrange(count + 1), r.choice((0x8000, 0x12FF, r.randrange(65536)))]
        return [table, r.randrange(count)]

    halves = "all high bytes, then all low bytes" if swapped else "all low bytes, then all high bytes"
    asks = (
        (
            f"Write a function that inserts `pointer` as entry `index` (0 to the number of entries) of a split pointer table: {halves}, in one vector. Later entries get numbers one higher.",
            f"insert into a split table ({halves}) at `index`",
            f"My table of 16-bit pointers is stored as {halves}. How do I add a pointer at position `index` (at most the count, which appends)?",
            f"Split table in one buffer, {halves}: make room at `index` in both halves and put in the bytes of `pointer`.",
        )
        if action == "insert"
        else (
            f"Write a function that deletes entry `index` (which exists) from a split pointer table, {halves} in one vector, and returns the pointer that was there.",
            f"remove entry `index` from both halves of a split table ({halves}) and return that pointer",
            f"My table of 16-bit pointers is stored as {halves}. Take out the one at `index`, so that the later ones move down by one, and tell me what it was. The index is valid.",
            f"Split table in one buffer, {halves}: drop entry `index` (always there); its 16-bit value is the result.",
        )
    )
    return Made(
        f"{'void' if action == 'insert' else 'uint16_t'} @f({BUFFER} table, size_t index{', uint16_t pointer' if action == 'insert' else ''})",
        body,
        oracle,
        given,
        asks,
    )


def swap_pointed_blocks(rng: random.Random) -> Made:
    count = rng.random() < 0.5
    if not count:
        body = "std::swap(table[a], table[b]);\nfor (uint8_t& one : references) {\n  if (one == a) one = b;\n  else if (one == b) one = a;\n}"
    else:
        body = "std::swap(table[a], table[b]);\nint users = 0;\nfor (uint8_t& one : references) {\n  if (one != a && one != b) continue;\n  one = one == a ? b : a;\n  ++users;\n}\nreturn users;"

    def oracle(table: list[int], references: list[int], a: int, b: int) -> int:
        trade = {a: b, b: a}
        table[:] = [table[trade.get(i, i)] for i in range(len(table))]
        users = sum(one in trade for one in references)
        references[:] = [trade.get(one, one) for one in references]
        return users

    def given(r: random.Random) -> list[object]:
        size = r.randrange(1, 6)
        return [
            [r.randrange(0x8000, 0x10000) for _ in range(size)],
            bytes(r.randrange(6) for _ in range(r.randrange(8))),
            r.randrange(size),
            r.randrange(size),
        ]

    told = (
        " Return how many references there are to the two (changed or not when `a` and `b` are the same)."
        if count
        else ""
    )
    return Made(
        f"{'int' if count else 'void'} @f({WORD_BUFFER} table, {BUFFER} references, uint8_t a, uint8_t b)",
        body,
        oracle,
        given,
        (
            f"Write a function that exchanges the numbers of two entries of a pointer table without any visible change for the game: entries `a` and `b` (both exist) trade places, and in `references`, a list of entry numbers, each `a` becomes `b` and each `b` becomes `a`.{told}",
            f"swap table[a] and table[b], and swap both numbers wherever they are used in `references`.{told}",
            f"I want to sort my text entries by hand: swap two of them and keep all uses intact (the bytes of `references` are entry numbers). Both numbers are valid.{told}",
            f"Renumber: entry a <-> entry b in the pointer table and in the bytes that refer to it.{told}",
        ),
    )


RECIPES = (
    replace_packed_block,
    drop_packed_block,
    append_packed_block,
    reorder_packed_blocks,
    share_equal_blocks,
    pack_pointed_blocks,
    sizes_to_pointers,
    chunk_directory,
    block_containing,
    two_level_lookup,
    rts_table,
    orphan_blocks,
    bank_marked_pointers,
    edit_split_table,
    swap_pointed_blocks,
)
