"""Changes of a ROM as data: lists of writes and ranges cut, moved, merged, compared, shown, found again, applied with masks."""

import itertools
import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _write(rng: random.Random) -> Struct:
    return Struct(rng.choice(("Write", "Edit", "Poke", "Change")), (("u32", "offset"), ("u8", "value")))


def _writes(r: random.Random, most: int = 6, places: int = 8) -> list[Record]:
    return [Record(("offset", "value"), (r.randrange(places), r.randrange(4))) for _ in range(r.randrange(most + 1))]


def _pairs(writes: list[Record]) -> list[tuple[int, int]]:
    return [(vars(one)["offset"], vars(one)["value"]) for one in writes]


_HEAD = "a little-endian word with the offset, a byte with the number of new bytes, and these"


def _records(r: random.Random, most: int = 4, span: int = 40) -> list[tuple[int, bytes]]:
    return [(r.randrange(span), r.randbytes(r.randrange(1, 6))) for _ in range(r.randrange(most + 1))]


def _file(records: list[tuple[int, bytes]]) -> bytes:
    return b"".join(at.to_bytes(2, "little") + bytes([len(data)]) + data for at, data in records)


def _parsed(patch: list[int]) -> list[tuple[int, bytes]]:
    out, rest = [], bytes(patch)
    while rest:
        out.append((rest[0] + rest[1] * 256, rest[3 : 3 + rest[2]]))
        rest = rest[3 + rest[2] :]
    return out


def cut_patch_to_range(rng: random.Random) -> Made:
    inside = rng.random() < 0.6
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (size_t at = 0; at < patch.size(); at += 3 + patch[at + 2]) {
          const int offset = patch[at] | patch[at + 1] << 8, size = patch[at + 2];
          const int first = std::max(offset, start), last = std::min(offset + size, end);
          if (first >= last) continue;
          result.insert(result.end(), {uint8_t(first), uint8_t(first >> 8), uint8_t(last - first)});
          result.insert(result.end(), patch.begin() + at + 3 + first - offset, patch.begin() + at + 3 + last - offset);
        }
        return result;
        """
    )
    if not inside:
        body = cpp(
            """
            std::vector<uint8_t> result;
            for (size_t at = 0; at < patch.size(); at += 3 + patch[at + 2]) {
              const int offset = patch[at] | patch[at + 1] << 8, size = patch[at + 2];
              if (offset < end && offset + size > start) continue;
              result.insert(result.end(), patch.begin() + at, patch.begin() + at + 3 + size);
            }
            return result;
            """
        )

    def oracle(patch: list[int], start: int, end: int) -> bytes:
        out = []
        for at, data in _parsed(patch):
            kept = [i for i in range(at, at + len(data)) if start <= i < end]
            if inside and kept:
                out.append((kept[0], bytes(data[i - at] for i in kept)))
            elif not inside and not kept:
                out.append((at, data))
        return _file(out)

    def given(r: random.Random) -> list[object]:
        start = r.randrange(30)
        return [_file(_records(r)), start, start + r.randrange(1, 20)]

    goal = (
        "what it writes from offset `start` up to, not including, `end`: records outside are dropped, those that cross a border are cut"
        if inside
        else "the records that write nothing from offset `start` up to, not including, `end`, unchanged"
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} patch, int start, int end)",
        body,
        oracle,
        given,
        (
            f"Write a function that returns, as a patch of the same form, {goal}. A patch is a row of whole records: {_HEAD} (1 to 255). `start` is below `end`. The order of the records stays.",
            f"patch of [offset lo][offset hi][n][n bytes], n > 0 -> {goal}; start < end; same order",
            f"I want to {'extract from a patch only the part for one area' if inside else 'leave out of a patch all records that touch one area'}. Records: {_HEAD}, at least one. Result: {goal}. The area isn't empty.",
            f"Filter a patch by area [start, end), not empty: keep {goal}. Record format: {_HEAD} (never 0), up to the end of the data.",
        ),
    )


def shift_patch(rng: random.Random) -> Made:
    body = cpp(
        """
        std::vector<uint8_t> result;
        for (size_t at = 0; at < patch.size(); at += 3 + patch[at + 2]) {
          const int offset = (patch[at] | patch[at + 1] << 8) + delta, size = patch[at + 2];
          if (offset < 0 || offset + size > 0x10000) @bad
          result.push_back(offset & 0xFF);
          result.push_back(offset >> 8);
          result.insert(result.end(), patch.begin() + at + 2, patch.begin() + at + 3 + size);
        }
        return result;
        """,
        bad="continue;" if (drop := rng.random() < 0.5) else "return {};",
    )

    def oracle(patch: list[int], delta: int) -> bytes:
        moved = [(at + delta, data) for at, data in _parsed(patch)]
        good = [one for one in moved if one[0] >= 0 and one[0] + len(one[1]) <= 65536]
        return _file(good) if drop or len(good) == len(moved) else b""

    def given(r: random.Random) -> list[object]:
        records = [(at + r.choice((0, 0x200, 0xFFD0)), data) for at, data in _records(r)]
        return [_file(records), r.choice((0x200, -0x200, 0x10, -0x10, -5, 0))]

    told = "is dropped" if drop else "makes the whole result empty"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} patch, int delta)",
        body,
        oracle,
        given,
        (
            f"Write a function that moves all offsets of a patch by `delta`, which may be negative. The patch consists of whole records: {_HEAD}. A record that would then have a byte below offset 0 or beyond 0xFFFF {told}.",
            f"rebase a patch ([offset lo][hi][n][n bytes]...): offset += delta; a record that leaves 0..$FFFF {told}",
            f"A patch was made for the ROM with a copier header, and mine has none (or the other way round). Add `delta` to every record's offset. Format: {_HEAD}. A record that no longer lies within 64 KiB {told}.",
            f"Shift a patch by `delta` bytes, either direction. Records: {_HEAD}, up to the end. What doesn't fit into offsets 0 to 65535 with all its bytes {told}.",
        ),
    )


def compose_writes(rng: random.Random) -> Made:
    struct = _write(rng)
    n = struct.name
    first = rng.random() < 0.4
    body = cpp(
        """
        std::map<uint32_t, uint8_t> final;
        for (const @n& one : writes) @put;
        std::vector<@n> result;
        for (auto [offset, value] : final) result.push_back({offset, value});
        return result;
        """,
        n=n,
        put="final.emplace(one.offset, one.value)" if first else "final[one.offset] = one.value",
    ).replace("final", "merged")

    def oracle(writes: list[Record]) -> list[Record]:
        pairs = _pairs(writes)
        known = dict(pairs[::-1] if first else pairs)
        return [Record(("offset", "value"), (at, known[at])) for at in sorted(known)]

    which = "first" if first else "last"
    return Made(
        f"std::vector<{n}> @f(const std::vector<{n}>& writes)",
        body,
        oracle,
        lambda r: [_writes(r, 8)],
        (
            f"Write a function that cleans up a list of byte writes: sorted by offset, one write for each offset. Of several to the same offset the {which} one in the list counts.",
            f"normalise writes: ascending offsets, {which} write per offset wins",
            f"My patch list collects edits in any order, and sometimes twice for the same byte; the {which} one is the one that matters. Return a tidy list, lowest offset first.",
            f"Sort by offset and keep only the {which} write to each.",
        ),
        (struct,),
    )


def records_from_writes(rng: random.Random) -> Made:
    struct = _write(rng)
    n = struct.name
    most = rng.choice((255, 4, 3))
    body = cpp(
        """
        std::vector<uint8_t> patch;
        size_t head = 0;
        for (size_t i = 0; i < writes.size(); ++i) {
          const uint32_t offset = writes[i].offset;
          if (i == 0 || offset != writes[i - 1].offset + 1 || patch[head + 2] == @most) {
            head = patch.size();
            patch.insert(patch.end(), {uint8_t(offset), uint8_t(offset >> 8), 0});
          }
          ++patch[head + 2];
          patch.push_back(writes[i].value);
        }
        return patch;
        """,
        most=most,
    )

    def oracle(writes: list[Record]) -> bytes:
        out: list[tuple[int, bytes]] = []
        for at, value in _pairs(writes):
            if out and out[-1][0] + len(out[-1][1]) == at and len(out[-1][1]) < most:
                out[-1] = (out[-1][0], out[-1][1] + bytes([value]))
            else:
                out.append((at, bytes([value])))
        return _file(out)

    def given(r: random.Random) -> list[object]:
        base = r.choice((0, 0x1234, 0x80FE))
        places = sorted(r.sample(range(14), r.randrange(12)))
        return [[Record(("offset", "value"), (base + one, r.randrange(256))) for one in places]]

    limit = f"; a record has at most {most} bytes, and a longer row continues in further ones"
    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{n}>& writes)",
        body,
        oracle,
        given,
        (
            f"Write a function that turns single byte writes into a compact patch. They are sorted by offset, all different and below 65536. Writes to neighbouring offsets share a record: {_HEAD}{limit}. There is no end mark.",
            f"sorted unique writes -> [offset lo][hi][n][n bytes] records, one per row of consecutive offsets, n <= {most}",
            f"Export my edits as a patch. A record is {_HEAD}; each should cover as many consecutive offsets as possible{limit}. The edits come in ascending order of 16-bit offsets, none twice.",
            f"Group consecutive offsets into records ({_HEAD}){limit}. Input ascending, no repeats, offsets fit 16 bits.",
        ),
        (struct,),
    )


def conflicting_writes(rng: random.Random) -> Made:
    struct = _write(rng)
    n = struct.name
    wanted = rng.choice(("offsets", "count", "same"))
    test = "==" if wanted == "same" else "!="
    body = cpp(
        """
        std::map<uint32_t, uint8_t> left, right;
        for (const @n& one : a) left[one.offset] = one.value;
        for (const @n& one : b) right[one.offset] = one.value;
        @head
        for (auto [offset, value] : left)
          if (right.count(offset) && right[offset] @test value) @step;
        return result;
        """,
        n=n,
        head="int result = 0;" if wanted == "count" else "std::vector<uint32_t> result;",
        test=test,
        step="++result" if wanted == "count" else "result.push_back(offset)",
    )

    def oracle(a: list[Record], b: list[Record]) -> object:
        one, other = dict(_pairs(a)), dict(_pairs(b))
        both = sorted(set(one) & set(other))
        hits = [at for at in both if (one[at] == other[at]) == (wanted == "same")]
        return len(hits) if wanted == "count" else hits

    goal = {
        "offsets": "the offsets, ascending, that both write with different final values",
        "count": "how many offsets both write with different final values",
        "same": "the offsets, ascending, to which both write the same final value",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'count' else 'std::vector<uint32_t>'} @f(const std::vector<{n}>& a, const std::vector<{n}>& b)",
        body,
        oracle,
        lambda r: [_writes(r, 7, 5), _writes(r, 7, 5)],
        (
            f"Write a function that compares two lists of byte writes and returns {goal}. Within a list a later write to the same offset replaces an earlier one.",
            f"two write lists (later entry wins inside each): {goal}",
            f"Do two patches get along? Each is a list of single bytes to be written in order. I'd like {goal}.",
            f"Patch {'agreement' if wanted == 'same' else 'conflicts'}: {goal}. The final value of an offset is that of its last write in the list.",
        ),
        (struct,),
    )


def patch_state(rng: random.Random) -> Made:
    names = rng.choice((("applied", "original", "mixed", "unknown"), ("done", "clean", "partly", "other")))
    body = cpp(
        """
        if (offset + before.size() > rom.size()) return "@unknown";
        size_t old_bytes = 0, new_bytes = 0;
        for (size_t i = 0; i < before.size(); ++i) {
          const uint8_t now = rom[offset + i];
          if (now != before[i] && now != after[i]) return "@unknown";
          old_bytes += now == before[i];
          new_bytes += now == after[i];
        }
        if (new_bytes == before.size()) return "@applied";
        return old_bytes == before.size() ? "@original" : "@mixed";
        """,
        applied=names[0],
        original=names[1],
        mixed=names[2],
        unknown=names[3],
    )

    def oracle(rom: list[int], offset: int, before: list[int], after: list[int]) -> str:
        now = rom[offset : offset + len(before)]
        if offset + len(before) > len(rom):
            return names[3]
        if now == after:
            return names[0]
        if now == before:
            return names[1]
        known = all(one in pair for one, pair in zip(now, zip(before, after, strict=True), strict=True))
        return names[2] if known else names[3]

    def given(r: random.Random) -> list[object]:
        size, offset = r.randrange(1, 5), r.randrange(4)
        before = r.randbytes(size)
        after = bytes(one if r.random() < 0.2 else r.randrange(256) for one in before)
        mixed = bytes(r.choice(pair) for pair in zip(before, after, strict=True))
        now = r.choice((before, after, mixed, r.randbytes(size)))
        return [
            r.randbytes(offset) + now + r.randbytes(r.randrange(3)),
            offset + r.choice((0, 0, 0, 0, 3)),
            before,
            after,
        ]

    a, o, m, u = names
    return Made(
        f"std::string @f({BYTES} rom, size_t offset, {BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f'Write a function that says whether a patch is in a ROM. `before` and `after` have the same size and belong at `offset`. Return "{a}" if the ROM has exactly `after` there, otherwise "{o}" if it has exactly `before`, "{m}" if each byte is that of one of the two, and "{u}" in all other cases, also where the ROM ends before.',
            f'state of a patch site: "{a}" (== after), else "{o}" (== before), else "{m}" (each byte from either), else "{u}" (incl. out of range)',
            f'Checkbox of a patch manager: are the bytes at `offset` those of the patched game ("{a}"), of the original ("{o}"), some of each ("{m}") or anything else ("{u}", also if they aren\'t all inside the ROM)? Test in this order; `before` and `after` are equally long.',
            f'Compare rom at `offset` with both versions of a patch (same length): "{a}", "{o}", "{m}" when every byte matches one of them, "{u}" for foreign bytes or a site beyond the end. If before equals after it counts as "{a}".',
        ),
    )


def toggle_patch(rng: random.Random) -> Made:
    body = cpp(
        """
        if (offset + a.size() > rom.size()) return @none;
        const auto place = rom.begin() + offset;
        if (std::equal(a.begin(), a.end(), place)) {
          std::copy(b.begin(), b.end(), place);
          return @first;
        }
        if (std::equal(b.begin(), b.end(), place)) {
          std::copy(a.begin(), a.end(), place);
          return @second;
        }
        return @none;
        """,
        none=0 if (number := rng.random() < 0.5) else "false",
        first=1 if number else "true",
        second=-1 if number else "true",
    )

    def oracle(rom: list[int], offset: int, a: list[int], b: list[int]) -> int:
        end = offset + len(a)
        now = rom[offset:end] if end <= len(rom) else None
        if now == a:
            rom[offset:end] = b
            return 1 if number else True
        if now == b:
            rom[offset:end] = a
            return -1 if number else True
        return 0 if number else False

    def given(r: random.Random) -> list[object]:
        size, offset = r.randrange(1, 5), r.randrange(4)
        a, b = r.randbytes(size), r.randbytes(size)
        return [
            r.randbytes(offset) + r.choice((a, b, a, r.randbytes(size))) + r.randbytes(r.randrange(3)),
            offset + r.choice((0, 0, 0, 0, 4)),
            a,
            b,
        ]

    told = (
        "Return 1 if it went from `a` to `b`, -1 if from `b` to `a`, 0 if neither was there or they don't fit into the ROM"
        if number
        else "Return whether it did so; false (no change) if neither is there or they don't fit into the ROM"
    )
    return Made(
        f"{'int' if number else 'bool'} @f({BUFFER} rom, size_t offset, {BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that switches a patch on or off: if the bytes `a` stand at `offset` they are replaced by `b`, and otherwise `b`, if they stand there, by `a` (both have the same size). {told}.",
            f"toggle: a <-> b at `offset` (same length, test a first). {told}.",
            f"One button should enable or disable a tweak: `a` and `b` are the two versions of some bytes, equally long. Whichever is there becomes the other one. {told}.",
            f"Swap the version of a few bytes in place, from `a` to `b` or back. {told}.",
        ),
    )


def masked_patch(rng: random.Random) -> Made:
    form = rng.choice(("andor", "select"))
    end = rng.choice((True, False))
    put = (
        "rom[offset] = (rom[offset] & patch[at + 2]) | patch[at + 3];"
        if form == "andor"
        else "rom[offset] = (rom[offset] & ~patch[at + 2]) | (patch[at + 3] & patch[at + 2]);"
    )
    body = cpp(
        """
        int changed = 0;
        for (size_t at = 0; at + 4 <= patch.size(); at += 4) {
          const size_t offset = patch[at] | patch[at + 1] << 8;
          @skip
          const uint8_t old = rom[offset];
          @put
          changed += rom[offset] != old;
        }
        return changed;
        """,
        skip="if (offset >= rom.size()) break;" if end else "if (offset >= rom.size()) continue;",
        put=put,
    )

    def oracle(rom: list[int], patch: list[int]) -> int:
        changed = 0
        for i in range(len(patch) // 4):
            low, high, mask, value = patch[4 * i : 4 * i + 4]
            at = high * 256 + low
            if at >= len(rom):
                if end:
                    break
                continue
            bits = []
            for b in range(8):
                old, m, v = rom[at] >> b & 1, mask >> b & 1, value >> b & 1
                bits.append(max(v, old if m else 0) if form == "andor" else (v if m else old))
            new = sum(one << b for b, one in enumerate(bits))
            changed += new != rom[at]
            rom[at] = new
        return changed

    def given(r: random.Random) -> list[bytes]:
        rom = r.randbytes(r.randrange(1, 9))
        patch = b"".join(
            r.choice((r.randrange(len(rom)), r.randrange(len(rom)), r.randrange(len(rom)), 0x1234)).to_bytes(
                2, "little"
            )
            + bytes([r.choice((0xF0, 0x0F, 0x7F, 0xFF, 0)), r.choice((0, 3, 0x80, r.randrange(256)))])
            for _ in range(r.randrange(5))
        )
        return [rom, patch + r.choice((b"", b"\0\0"))]

    said = (
        "the byte is ANDed with the mask and then ORed with the value"
        if form == "andor"
        else "the bits set in the mask take those of the value, the others stay"
    )
    beyond = "ends the patch" if end else "is skipped"
    return Made(
        f"int @f({BUFFER} rom, {BYTES} patch)",
        body,
        oracle,
        given,
        (
            f"Write a function that applies a patch of single bits. Each entry has four bytes: a little-endian offset, a mask and a value; {said}. An entry whose offset is not inside the ROM {beyond}, an incomplete one at the end is ignored. Return how many entries changed their byte.",
            f"entries [offset lo][hi][mask][value]: {said}; offset past the end: entry {beyond}; returns the number of entries that changed something",
            f"Some of my tweaks only concern a few bits of a byte. The patch has offset (word, low byte first), mask and value for each; {said}. Outside of the ROM an entry {beyond}. I'd like to know how many entries had an effect; less than four bytes are no entry.",
            f"Bit patch, 4 bytes an entry (16-bit LE offset, mask, value), in order: {said}. Result: count of entries after which the byte differs from before. One with an offset too large {beyond}.",
        ),
    )


def fuzzy_place(rng: random.Random) -> Made:
    reach = rng.choice((3, 8, 16))
    down_first = rng.random() < 0.5
    a, b = ("-distance", "distance") if down_first else ("distance", "-distance")
    body = cpp(
        """
        for (int distance = 0; distance <= @reach; ++distance)
          for (int move : {@a, @b}) {
            const int at = expected + move;
            if (at < 0 || at + int(context.size()) > int(rom.size())) continue;
            if (std::equal(context.begin(), context.end(), rom.begin() + at)) return at;
          }
        return -1;
        """,
        reach=reach,
        a=a,
        b=b,
    )

    def oracle(rom: list[int], expected: int, context: list[int]) -> int:
        size = len(context)
        hits = [i for i in range(len(rom) - size + 1) if rom[i : i + size] == context and abs(i - expected) <= reach]
        return min(hits, key=lambda i: (abs(i - expected), i if down_first else -i), default=-1)

    def given(r: random.Random) -> list[object]:
        rom = bytes(r.randrange(2) for _ in range(r.randrange(2, 40)))
        at = r.randrange(len(rom))
        context = rom[at : at + r.randrange(1, 6)]
        return [rom, max(0, at + r.choice((0, 1, -2, 4, -reach, reach + 1))), context]

    side = "the lower one" if down_first else "the higher one"
    return Made(
        f"int @f({BYTES} rom, int expected, {BYTES} context)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds where a patch belongs in another version of a ROM: the offset, at most {reach} away from `expected`, at which the bytes `context` (at least one) stand, the nearest one; of two equally near {side}. Return -1 if there is none. Only offsets where all of `context` lies inside the ROM count.",
            f"nearest occurrence of `context` within {reach} bytes of `expected` (tie: {side}), else -1",
            f"In another build the code moved by a few bytes. Look for `context` around `expected`, up to {reach} bytes before or behind, and take the closest match; if two are equally close {side}. -1 for nothing.",
            f"Fuzzy patch location: minimise |offset - expected| <= {reach} over matches of `context` (not empty), {side} on ties; -1 without one.",
        ),
    )


def import_from_donor(rng: random.Random) -> Made:
    strict = rng.random() < 0.5
    check = "if (from + size > donor.size() || to + size > rom.size())"
    body = cpp(
        """
        @head
        for (size_t at = 0; at + 6 <= script.size(); at += 6) {
          auto word = [&](size_t i) -> size_t { return script[at + i] | script[at + i + 1] << 8; };
          const size_t from = word(0), to = word(2), size = word(4);
          @check @bad
          @copy
        }
        @end
        """,
        head="std::vector<uint8_t> result = rom;" if strict else "int copied = 0;",
        check=check,
        bad="return false;" if strict else "continue;",
        copy="std::copy_n(donor.begin() + from, size, result.begin() + to);"
        if strict
        else "std::copy_n(donor.begin() + from, size, rom.begin() + to);\n  copied += size;",
        end="rom = result;\nreturn true;" if strict else "return copied;",
    )

    def oracle(rom: list[int], donor: list[int], script: list[int]) -> object:
        new, copied, count = list(rom), 0, len(rom)
        for i in range(0, len(script) - 5, 6):
            a, b, n = (int.from_bytes(bytes(script[i + k : i + k + 2]), "little") for k in (0, 2, 4))
            if a + n > len(donor) or b + n > count:
                if strict:
                    return False
                continue
            new[b : b + n] = donor[a : a + n]
            copied += n
        rom[:] = new
        return True if strict else copied

    def given(r: random.Random) -> list[bytes]:
        rom, donor = r.randbytes(r.randrange(4, 12)), r.randbytes(r.randrange(4, 12))
        script = b""
        for _ in range(r.randrange(4)):
            size = r.randrange(5)
            script += b"".join(
                one.to_bytes(2, "little")
                for one in (
                    r.randrange(len(donor) - size + 2 if size else 3) if r.random() < 0.3 else 0,
                    r.randrange(max(1, len(rom) - size + 1)),
                    size,
                )
            )
        return [rom, donor, script + r.choice((b"", b"\x01\x00"))]

    told = (
        "If any of them is not completely inside both, nothing at all is changed and false is returned, otherwise true"
        if strict
        else "One that is not completely inside both is skipped. Return how many bytes were copied in all"
    )
    return Made(
        f"{'bool' if strict else 'int'} @f({BUFFER} rom, {BYTES} donor, {BYTES} script)",
        body,
        oracle,
        given,
        (
            f"Write a function that copies ranges from another game's ROM, in the order of `script`. An entry is three little-endian words: offset in `donor`, offset in `rom`, number of bytes (0 is possible). {told}. Bytes of an incomplete last entry are ignored.",
            f"script of (from word, to word, size word): copy donor -> rom, in order. {told}; ignore an incomplete entry",
            f"A patch without copyrighted data: it only says which bytes to take from `donor`. Six bytes an entry (from, to, size; low byte first). {told}. Less than six bytes at the end mean nothing.",
            f"Apply copy commands donor[from..] -> rom[to..], size bytes, all three 16-bit LE. {told}.",
        ),
    )


def patch_as_text(rng: random.Random) -> Made:
    arrow = rng.choice((": ", " = ", " <- "))
    lower = rng.random() < 0.4
    fmt = "%06x" if lower else "%06X"
    two = "%02x" if lower else "%02X"
    body = cpp(
        """
        std::string text;
        char buffer[16];
        for (size_t at = 0; at < patch.size(); at += 3 + patch[at + 2]) {
          std::snprintf(buffer, sizeof buffer, "@six", base + (patch[at] | patch[at + 1] << 8));
          text += std::string(buffer) + "@arrow";
          for (int i = 0; i < patch[at + 2]; ++i) {
            std::snprintf(buffer, sizeof buffer, i == 0 ? "@two" : " @two", patch[at + 3 + i]);
            text += buffer;
          }
          text += '\\n';
        }
        return text;
        """,
        six=fmt,
        two=two,
        arrow=arrow,
    ).replace("std::snprintf", "snprintf")

    def oracle(patch: list[int], base: int) -> str:
        lines = [f"{base + at:06X}@{data.hex(' ').upper()}\n" for at, data in _parsed(patch)]
        text = "".join(lines)
        return (text.lower() if lower else text).replace("@", arrow)

    example = f"00{'8a' if lower else '8A'}10{arrow}{'ea ea 60' if lower else 'EA EA 60'}"
    case = "lower case" if lower else "upper case"
    return Made(
        f"std::string @f({BYTES} patch, int base)",
        body,
        oracle,
        lambda r: [
            _file([(r.choice((at, at + 0x8A00)), data) for at, data in _records(r, 3)]),
            r.choice((0, 0x8000, 0x200, 0x100000)),
        ],
        (
            f'Write a function that lists a patch as text, a line for each record, such as "{example}": offset plus `base` with six hex digits, then the bytes with two digits and single spaces between them, {case}. Each line ends with a newline. Records: {_HEAD} (at least one).',
            f'print [offset lo][hi][n][n bytes] records as "{example}\\n" lines, base + offset, {case}',
            f"For a forum post I'd like a patch as readable lines like {example} (base is added to every offset; {case}, newline behind each). A record is {_HEAD}, never 0 of them.",
            f"Text dump of a patch: %06{'x' if lower else 'X'} of base + offset, \"{arrow}\", the bytes as two digits separated by spaces, '\\n'. Record format: {_HEAD} (1 or more).",
        ),
    )


def skip_and_copy_patch(rng: random.Random) -> Made:
    back = rng.random() < 0.5
    most = rng.choice((255, 5))
    if back:
        most = 255
        body = cpp(
            """
            std::vector<uint8_t> result = rom;
            size_t place = 0;
            for (size_t at = 0; at + 2 <= patch.size(); at += 2 + patch[at + 1]) {
              place += patch[at];
              for (size_t i = 0; i < patch[at + 1]; ++i, ++place) result[place] ^= patch[at + 2 + i];
            }
            return result;
            """
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> patch;
            size_t at = 0;
            while (true) {
              size_t next = at, size = 0;
              while (next < before.size() && before[next] == after[next]) ++next;
              if (next == before.size()) break;
              const size_t skip = std::min<size_t>(next - at, @most);
              at += skip;
              while (at + size < before.size() && before[at + size] != after[at + size] && size < @most) ++size;
              patch.push_back(skip);
              patch.push_back(size);
              for (; size > 0; --size, ++at) patch.push_back(before[at] ^ after[at]);
            }
            return patch;
            """,
            most=most,
        )

    def oracle(a: list[int], b: list[int]) -> list[int]:
        if back:
            out, place, rest = list(a), 0, list(b)
            while rest:
                skip, size = rest[:2]
                for i in range(size):
                    out[place + skip + i] = out[place + skip + i] ^ rest[2 + i]
                place += skip + size
                rest = rest[2 + size :]
            return out
        out = []
        flags = [x != y for x, y in zip(a, b, strict=True)]
        at = 0
        while True in flags[at:]:
            skip = min(flags.index(True, at) - at, most)
            at += skip
            run = flags[at:].index(False) if False in flags[at:] else len(flags) - at
            run = min(run, most)
            out += [skip, run] + [a[i] ^ b[i] for i in range(at, at + run)]
            at += run
        return out

    def given(r: random.Random) -> list[bytes]:
        size = r.randrange(1, 24)
        before = r.randbytes(size)
        if not back:
            chance = r.choice((0.1, 0.4, 0.8))
            return [before, bytes(one if r.random() > chance else r.randrange(256) for one in before)]
        patch, place = b"", 0
        while place < size and r.random() < 0.8:
            skip = r.randrange(min(6, size - place))
            count = r.randrange(min(5, size - place - skip) + 1)
            patch += bytes([skip, count]) + r.randbytes(count)
            place += skip + count
        return [before, patch]

    form = "a byte with the number of bytes to skip, a byte with the number n of bytes that change, and n bytes that are XORed in"
    limit = f" Neither number may exceed {most}: a longer stretch of equal bytes is skipped in pieces, with n = 0 in between, and a longer stretch of differences continues in a record that skips nothing."
    asks = (
        (
            f"Write a function that applies a delta to a ROM and returns the result. It consists of complete records: {form}; the place continues from record to record, beginning at 0. All places are inside the ROM.",
            "delta = [skip][n][n XOR bytes]..., running position from 0; return the patched copy (everything in range)",
            f"Here is how my tool stores changes: {form}, over and over until the data end; skipping counts from behind the last changed byte. Give me the new ROM; no record leaves it.",
            "Apply skip/XOR records: move on by `skip`, XOR the next n bytes, repeat. Valid data only, position starts at 0.",
        )
        if back
        else (
            f"Write a function that makes a delta from two images of the same size. Its records: {form}; a record covers a stretch of equal bytes and then one of different bytes, both as long as possible.{limit} Equal bytes at the end (also if that is everything) need no record if nothing follows that differs.",
            f"delta encoder: [skip][n][n bytes before ^ after], maximal stretches, both counts <= {most} (longer skips: [{most}][0] first; longer runs: next record with skip 0); nothing for equal bytes with no difference behind them",
            f"Store changes compactly: {form}. From the start, always skip as many equal bytes as possible, then take as many differing ones as possible.{limit} After the last difference nothing is stored.",
            f"before/after (same length) to skip/XOR records: {form}, greedy.{limit} Stop behind the last differing byte.",
        )
    )
    return Made(
        f"std::vector<uint8_t> @f({BYTES} {'rom' if back else 'before'}, {BYTES} {'patch' if back else 'after'})",
        body,
        oracle,
        given,
        asks,
    )


def split_at_banks(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Range", "Span", "Piece")), (("u32", "start"), ("u32", "size")))
    n = struct.name
    bank = rng.choice((0x100, 0x8000, 0x40))
    body = cpp(
        """
        std::vector<@n> result;
        for (@n one : ranges)
          while (one.size > 0) {
            const uint32_t part = std::min(one.size, @bank - one.start % @bank);
            result.push_back({one.start, part});
            one.start += part;
            one.size -= part;
          }
        return result;
        """,
        n=n,
        bank=hexadecimal(bank) + "u",
    )

    def oracle(ranges: list[Record]) -> list[Record]:
        out = []
        for one in ranges:
            start, size = vars(one)["start"], vars(one)["size"]
            borders = [start, *range((start // bank + 1) * bank, start + size, bank), start + size]
            out += [(a, b - a) for a, b in itertools.pairwise(borders) if b > a]
        return [Record(("start", "size"), one) for one in out]

    def given(r: random.Random) -> list[object]:
        return [
            [
                Record(
                    ("start", "size"),
                    (
                        r.choice((0, bank - 2, bank, r.randrange(3 * bank))),
                        r.choice((0, 1, 2, 3, bank, 2 * bank + 1, r.randrange(bank))),
                    ),
                )
                for _ in range(r.randrange(5))
            ]
        ]

    return Made(
        f"std::vector<{n}> @f(const std::vector<{n}>& ranges)",
        body,
        oracle,
        given,
        (
            f"Write a function that cuts ranges where banks of {hexadecimal(bank)} bytes end, so that each piece lies in one bank. Pieces are as long as possible, in order of the ranges and within a range from low to high; empty ranges vanish.",
            f"split (start, size) ranges at multiples of {hexadecimal(bank)}; drop empty ones",
            f"A flasher writes at most one bank at a time ({hexadecimal(bank)} bytes, from multiples of that). Cut my ranges accordingly and keep their order; those of size 0 aren't needed.",
            f"Per-bank pieces of a list of ranges; a bank is {hexadecimal(bank)} bytes. Order kept, nothing empty in the result.",
        ),
        (struct,),
    )


def three_way_value(rng: random.Random) -> Made:
    prefer = rng.choice(("a", "b"))
    width = rng.choice((1, 2, 4))
    body = cpp(
        """
        int conflicts = 0;
        for (size_t i = 0; i < base.size(); i += @w) {
          auto same = [&](const std::vector<uint8_t>& x, const std::vector<uint8_t>& y) {
            return std::equal(x.begin() + i, x.begin() + i + @w, y.begin() + i);
          };
          const bool conflict = !same(a, b) && !same(a, base) && !same(b, base);
          conflicts += conflict;
          const auto& from = conflict ? @prefer : same(a, base) ? b : a;
          std::copy_n(from.begin() + i, @w, base.begin() + i);
        }
        return conflicts;
        """,
        w=width,
        prefer=prefer,
    )

    def oracle(base: list[int], a: list[int], b: list[int]) -> int:
        conflicts = 0
        for i in range(0, len(base), width):
            old, one, two = (x[i : i + width] for x in (base, a, b))
            options = [x for x in (one, two) if x != old]
            if len(options) == 2 and one != two:
                conflicts += 1
                new = one if prefer == "a" else two
            else:
                new = options[0] if options else old
            base[i : i + width] = new
        return conflicts

    def given(r: random.Random) -> list[bytes]:
        size = width * r.randrange(6)
        base = bytes(r.randrange(2) for _ in range(size))
        return [base, *(bytes(one if r.random() < 0.7 else r.randrange(3) for one in base) for _ in range(2))]

    unit = "byte" if width == 1 else f"record of {width} bytes"
    return Made(
        f"int @f({BUFFER} base, {BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that merges two edited versions of a table into the original `base`, {unit} by {unit}: what only one of them changed is taken from it, the same change in both is taken as well, and where they differ from the original and each other `{prefer}` wins. Return the number of such conflicts. All three have the same size{'' if width == 1 else f', a multiple of {width}'}.",
            f"3-way merge per {unit} into `base`, conflicts: take `{prefer}` and count them",
            f"Two people edited the same table. Merge their versions `a` and `b` into `base`; the unit is a {unit}. In a real conflict (both changed it, differently) use `{prefer}`'s. How many conflicts were there? Sizes are equal{'' if width == 1 else ' and whole records'}.",
            f"base := merge(base, a, b), unit: {unit}. One side changed: that side. Both alike: that. Both differently: `{prefer}`, counted in the result.",
        ),
    )


RECIPES = (
    cut_patch_to_range,
    shift_patch,
    compose_writes,
    records_from_writes,
    conflicting_writes,
    patch_state,
    toggle_patch,
    masked_patch,
    fuzzy_place,
    import_from_donor,
    patch_as_text,
    skip_and_copy_patch,
    split_at_banks,
    three_way_value,
)
