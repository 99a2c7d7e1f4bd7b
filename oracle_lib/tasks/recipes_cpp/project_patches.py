"""Patches of a project: their extent, conflicts and cost, checked and undone changes, cheats, XOR hunks, moved blocks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _ips(records: list[tuple[int, bytes | tuple[int, int]]], end: bytes = b"EOF") -> bytes:
    out = b"PATCH"
    for offset, data in records:
        out += offset.to_bytes(3, "big")
        if isinstance(data, tuple):
            out += bytes(2) + data[0].to_bytes(2, "big") + bytes([data[1]])
        else:
            out += len(data).to_bytes(2, "big") + data
    return out + end


def _ips_drawn(r: random.Random, most: int = 4, reach: int = 40) -> bytes:
    records: list[tuple[int, bytes | tuple[int, int]]] = []
    for _ in range(r.randrange(most)):
        data = (r.choice((1, 3, 300)), r.randrange(256)) if r.random() < 0.35 else r.randbytes(r.randrange(1, 6))
        records.append((r.randrange(reach), data))
    return _ips(records)


IPS = 'behind "PATCH" come records (3-byte offset, 2-byte size, the bytes; size 0: a 2-byte count and one byte to repeat), all numbers big-endian, then "EOF"'


def patched_size(rng: random.Random) -> Made:
    wanted = rng.choice(("size", "grow", "lowest"))
    final = {
        "size": "return end;",
        "grow": "return end > rom_size ? end - rom_size : 0;",
        "lowest": "return low;",
    }[wanted]
    parameter = ", size_t rom_size" if wanted == "grow" else ""
    head = "int low = -1;" if wanted == "lowest" else "size_t end = 0;"
    step = (
        "if (low < 0 || offset < static_cast<size_t>(low)) low = offset;"
        if wanted == "lowest"
        else "end = std::max(end, offset + count);"
    )
    body = cpp(
        """
        @head
        size_t at = 5;
        while (!(patch[at] == 'E' && patch[at + 1] == 'O' && patch[at + 2] == 'F')) {
          const size_t offset = patch[at] << 16 | patch[at + 1] << 8 | patch[at + 2];
          size_t count = patch[at + 3] << 8 | patch[at + 4];
          at += 5;
          if (count == 0) {
            count = patch[at] << 8 | patch[at + 1];
            at += 3;
          } else {
            at += count;
          }
          @step
        }
        @final
        """,
        head=head,
        step=step,
        final=final,
    )
    if wanted == "lowest":
        body = body.replace("    count = patch[at] << 8 | patch[at + 1];\n", "").replace(
            "  size_t count", "  const size_t count"
        )

    def oracle(patch: list[int], size: int = 0) -> int:
        raw = bytes(patch)[5:]
        spans = []
        while raw != b"EOF":
            if len(raw) < 5:
                raise ValueError("cut off")
            offset, count = int.from_bytes(raw[:3], "big"), int.from_bytes(raw[3:5], "big")
            if count:
                raw = raw[5 + count :]
            else:
                count = int.from_bytes(raw[5:7], "big")
                raw = raw[8:]
            spans.append((offset, offset + count))
        if wanted == "lowest":
            return min((a for a, _ in spans), default=-1)
        end = max((b for _, b in spans), default=0)
        return max(end - size, 0) if wanted == "grow" else end

    def given(r: random.Random) -> list[object]:
        patch = _ips_drawn(r)
        return [patch, r.choice((10, 30, 40, 200))] if wanted == "grow" else [patch]

    asks_for = {
        "size": "how many bytes a ROM must have so that no record writes past its end (0 for a patch without records)",
        "grow": "by how many bytes a ROM of `rom_size` bytes grows when the patch is applied (0 if all writes stay inside)",
        "lowest": "the lowest offset it writes to, or -1 for a patch without records",
    }[wanted]
    return Made(
        f"{'int' if wanted == 'lowest' else 'size_t'} @f({BYTES} patch{parameter})",
        body,
        oracle,
        given,
        (
            f"Write a function that reads through a valid IPS patch and returns {asks_for}. {IPS[0].upper() + IPS[1:]}.",
            f"IPS patch -> {asks_for}. It is well-formed.",
            f"How do I find out, without applying an IPS file, {asks_for}? Don't forget the run records (size 0). The file is complete.",
            f"Before applying, my patcher shows {asks_for}. Format: {IPS}. No errors to expect.",
        ),
    )


def ips_faults(rng: random.Random) -> Made:
    codes = rng.choice(((1, 2, 3), (-1, -2, -3)))
    trailing = rng.random() < 0.5
    third = f"\n    if (at + 3 != patch.size()) return {codes[2]};" if trailing else ""
    body = cpp(
        """
        const std::string magic = "PATCH";
        if (patch.size() < 5 || !std::equal(magic.begin(), magic.end(), patch.begin())) return @one;
        size_t at = 5;
        while (at + 3 <= patch.size()) {
          if (patch[at] == 'E' && patch[at + 1] == 'O' && patch[at + 2] == 'F') {@third
            return 0;
          }
          if (at + 5 > patch.size()) return @two;
          const size_t count = patch[at + 3] << 8 | patch[at + 4];
          at += 5 + (count ? count : 3);
          if (at > patch.size()) return @two;
        }
        return @two;
        """,
        one=codes[0],
        two=codes[1],
        third=third,
    )

    def oracle(patch: list[int]) -> int:
        raw = bytes(patch)
        if raw[:5] != b"PATCH":
            return codes[0]
        raw = raw[5:]
        while raw[:3] != b"EOF":
            if len(raw) < 5:
                return codes[1]
            need = int.from_bytes(raw[3:5], "big") or 3
            if len(raw) < 5 + need:
                return codes[1]
            raw = raw[5 + need :]
        return codes[2] if trailing and len(raw) > 3 else 0

    def given(r: random.Random) -> list[bytes]:
        patch = _ips_drawn(r)
        return [
            r.choice(
                (
                    patch,
                    patch,
                    patch[:-1],
                    patch[:-3],
                    patch[: r.randrange(len(patch))],
                    patch + b"\1\2\3",
                    b"PATCh" + patch[5:],
                )
            )
        ]

    more = f", {codes[2]} for anything behind it" if trailing else "; what comes behind it doesn't matter"
    return Made(
        f"int @f({BYTES} patch)",
        body,
        oracle,
        given,
        (
            f'Write a function that checks the structure of an IPS file: {IPS}. Return {codes[0]} if it does not start with "PATCH", {codes[1]} if it ends inside a record or without "EOF" where a record could start{more}. A good one gives 0.',
            f'is this a sound .ips? 0 yes, {codes[0]} wrong magic, {codes[1]} truncated ("EOF" missing counts as that){more}',
            f'How do I detect damaged IPS downloads? First five bytes must be "PATCH" ({codes[0]} otherwise), then records up to an "EOF" in place of an offset; running out of bytes is {codes[1]}{more}. Result 0: fine. Records are as usual, size 0 meaning a run of three more bytes.',
            f'Validate before patching. {IPS[0].upper() + IPS[1:]}. Error numbers: {codes[0]} no "PATCH", {codes[1]} the data stop before the end mark or within a record{more}. 0 means that the file is all right.',
        ),
    )


def apply_if_expected(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Edit", "Poke", "Change")), (("u32", "offset"), ("u8", "expected"), ("u8", "value")))
    n = struct.name
    allow = rng.random() < 0.5
    ok = "rom[one.offset] != one.expected" + (" && rom[one.offset] != one.value" if allow else "")
    body = cpp(
        """
        for (size_t i = 0; i < edits.size(); ++i) {
          const @n& one = edits[i];
          if (one.offset >= rom.size() || (@ok)) return i;
        }
        for (const @n& one : edits) rom[one.offset] = one.value;
        return -1;
        """,
        n=n,
        ok=ok,
    )
    if not allow:
        body = body.replace("(rom[one.offset] != one.expected)", "rom[one.offset] != one.expected")

    def oracle(rom: list[int], edits: list[Record]) -> int:
        def fails(one: Record) -> bool:
            there = rom[one.offset : one.offset + 1]  # type: ignore[attr-defined]
            fine = [[one.expected]] + ([[one.value]] if allow else [])  # type: ignore[attr-defined]
            return there not in fine

        bad = [i for i, one in enumerate(edits) if fails(one)]
        if bad:
            return bad[0]
        for one in edits:
            rom[one.offset] = one.value  # type: ignore[attr-defined]
        return -1

    def given(r: random.Random) -> list[object]:
        rom = r.randbytes(r.randrange(4, 16))
        edits = []
        for at in r.sample(range(len(rom)), r.randrange(4)):
            edits.append([at, rom[at], r.randrange(256)])
        if edits and r.random() < 0.5:
            one = r.choice(edits)
            one[r.choice((0, 1))] = r.choice((one[1] ^ 1, 200))
        if edits and r.random() < 0.3:
            r.choice(edits)[2] = rom[0]
        return [rom, [Record(("offset", "expected", "value"), one) for one in edits]]

    also = " (or `value` already)" if allow else ""
    return Made(
        f"int @f({BUFFER} rom, const std::vector<{n}>& edits)",
        body,
        oracle,
        given,
        (
            f"Write a function that applies byte edits only if all of them fit: at every `offset` inside the ROM there must now be `expected`{also}. Check all before changing anything. If one fails (also by lying outside), leave the ROM alone and return the index of the first that does; otherwise write every `value` and return -1. All offsets are different.",
            f"all-or-nothing patch: rom[offset] == expected{also} for each edit, else index of first mismatch and no change; -1 after success. Offsets are distinct; beyond the end is a mismatch",
            f"How do I make my patch refuse the wrong version of the game? Each edit knows the byte that belongs there{also}. One mismatch, or an offset past the end, and nothing is written; I'd like the number of the first bad edit. Success: -1. No offset occurs twice.",
            f"The patcher compares first: every `{n}` says which byte it replaces. Where the ROM has something else{' (but its new value is fine too, it was patched before)' if allow else ''} or is too short, give back that edit's index, the lowest one, with `rom` untouched. Else store all values, result -1. Offsets don't repeat.",
        ),
        (struct,),
    )


def undo_record(rng: random.Random) -> Made:
    size = rng.choice((2, 3))
    big = rng.random() < 0.5
    order = "big-endian" if big else "little-endian"
    shifts = [8 * (size - 1 - i) if big else 8 * i for i in range(size)]
    offset = " | ".join(f"patch[at{f' + {i}' if i else ''}]{f' << {s}' if s else ''}" for i, s in enumerate(shifts))
    body = cpp(
        """
        std::vector<uint8_t> undo;
        for (size_t at = 0; at < patch.size();) {
          const size_t offset = @offset, count = patch[at + @size];
          undo.insert(undo.end(), patch.begin() + at, patch.begin() + at + @head);
          undo.insert(undo.end(), rom.begin() + offset, rom.begin() + offset + count);
          at += @head + count;
        }
        return undo;
        """,
        offset=offset,
        size=size,
        head=size + 1,
    )

    def oracle(rom: list[int], patch: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(patch)
        while rest:
            head, rest = rest[: size + 1], rest[size + 1 :]
            count = head[-1]
            start = int.from_bytes(bytes(head[:-1]), "big" if big else "little")
            if len(rest) < count or start + count > len(rom):
                raise ValueError("cut off")
            out += head + rom[start : start + count]
            rest = rest[count:]
        return out

    def given(r: random.Random) -> list[bytes]:
        rom, patch, free = r.randbytes(r.randrange(10, 40)), b"", 0
        while free < len(rom) and r.random() < 0.75:
            start = free + r.randrange(3)
            count = r.randrange(1, 5)
            if start + count > len(rom):
                break
            patch += start.to_bytes(size, "big" if big else "little") + bytes([count]) + r.randbytes(count)
            free = start + count
        return [rom, patch]

    form = f"a {8 * size}-bit {order} offset, a byte with the count, and that many new bytes"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} rom, {BYTES} patch)",
        body,
        oracle,
        given,
        (
            f"Write a function that makes the patch which undoes another. A patch is a sequence of records up to its end: {form}. Records do not overlap and stay inside the ROM. The result has the same records in the same order, with the bytes that `rom` holds now.",
            f"undo patch for `patch` ([{8 * size}-bit {order} offset][count][bytes]...): same records, bytes taken from the unpatched `rom`",
            f"How can my users take a patch off again? Before it is applied I save a second one, in the same format ({form}), that restores the original bytes. Records are valid and disjoint.",
            f"Patch format of my tool: {form}, repeated. From the clean ROM and a patch, build the restoring patch record by record; nothing overlaps, nothing leaves the ROM.",
        ),
    )


def useless_changes(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Write", "Poke")), (("u16", "offset"), ("u8", "value")))
    n = struct.name
    rule = rng.choice(("same", "later", "both"))
    tests = {
        "same": "if (rom[writes[i].offset] == writes[i].value) continue;",
        "later": "bool replaced = false;\n  for (size_t j = i + 1; j < writes.size(); ++j) replaced |= writes[j].offset == writes[i].offset;\n  if (replaced) continue;",
    }
    tests["both"] = tests["later"].replace("if (replaced)", "if (replaced || rom[writes[i].offset] == writes[i].value)")
    body = f"std::vector<{n}> kept;\nfor (size_t i = 0; i < writes.size(); ++i) {{\n  {tests[rule]}\n  kept.push_back(writes[i]);\n}}\nreturn kept;"

    def oracle(rom: list[int], writes: list[Record]) -> list[Record]:
        pairs = [tuple(vars(one).values()) for one in writes]
        out = []
        for i, (offset, value) in enumerate(pairs):
            if rule != "same" and offset in [one for one, _ in pairs[i + 1 :]]:
                continue
            if rule != "later" and rom[offset] == value:
                continue
            out.append(writes[i])
        return out

    def given(r: random.Random) -> list[object]:
        rom = bytes(r.choice((0, 1, 0xFF)) for _ in range(r.randrange(3, 8)))
        return [
            rom,
            [
                Record(("offset", "value"), (r.randrange(len(rom)), r.choice((0, 1, 0xFF))))
                for _ in range(r.randrange(7))
            ],
        ]

    said = {
        "same": "it writes the value that `rom` has there anyway",
        "later": "a later one in the list writes to the same offset",
        "both": "a later one in the list writes to the same offset, or it is the last one for its offset and writes the value that `rom` has there anyway",
    }[rule]
    return Made(
        f"std::vector<{n}> @f({BYTES} rom, const std::vector<{n}>& writes)",
        body,
        oracle,
        given,
        (
            f"Write a function that thins out a list of byte writes, which are done from first to last: a write is dropped if {said}. Return the others in their order; all offsets are inside `rom`.",
            f"drop a write if {said}; keep the rest, in order",
            f"How do I make my patch list shorter? An entry is superfluous if {said}. (The list is applied front to back and `rom` is the unpatched image; it is not changed here.)",
            f"Months of edits piled up in my project file. Clean the list: out goes every write for which it holds that {said}. The remaining ones keep their order.",
        ),
        (struct,),
    )


def game_code(rng: random.Random) -> Made:
    """Pro Action Replay codes, and Game Genie's letters without its scrambling."""
    strict = rng.random() < 0.5
    sep = rng.choice((":", "-", " ", ""))
    length = 8 + len(sep)
    bad = "std::nullopt"
    struct = Struct(rng.choice(("Cheat", "Code")), (("u32", "address"), ("u8", "value")))
    check = f" || text[6] != '{sep}'" if sep else ""
    case = "" if strict else "\n  else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;"
    skip = "if (i == 6) continue;\n  " if sep else ""
    body = cpp(
        """
        if (text.size() != @length@check) return @bad;
        uint32_t number = 0;
        for (size_t i = 0; i < text.size(); ++i) {
          @skipconst char c = text[i];
          uint32_t digit = 0;
          if (c >= '0' && c <= '9') digit = c - '0';
          else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;@case
          else return @bad;
          number = number << 4 | digit;
        }
        return @name{number >> 8, static_cast<uint8_t>(number)};
        """.replace("@skipconst", "@{skip}const"),
        length=length,
        check=check,
        bad=bad,
        skip=skip,
        case=case,
        name=struct.name,
    )

    def oracle(text: str) -> Record | None:
        digits = text[:6] + text[6 + len(sep) :]
        letters = "0123456789ABCDEF" + ("" if strict else "abcdef")
        if len(text) != length or text[6 : 6 + len(sep)] != sep or not set(digits) <= set(letters):
            return None
        return Record(("address", "value"), (int(digits[:6], 16), int(digits[6:], 16)))

    def given(r: random.Random) -> list[str]:
        whole = f"{r.choice((0x7E0000, 0x7EF36D, 0x008000)) | r.randrange(0x10000):06X}{sep}{r.randrange(256):02X}"
        whole = r.choice(
            (
                whole,
                whole,
                whole,
                whole.lower(),
                whole[:-1],
                whole.replace("7", "G"),
                whole[:6] + "/" + whole[6 + len(sep) :],
                whole + "0",
            )
        )
        return [whole]

    divide = f", '{sep}'" if sep else ""
    case_said = "upper case only" if strict else "either case"
    return Made(
        f"std::optional<{struct.name}> @f(const std::string& text)",
        body,
        oracle,
        given,
        (
            f"Write a function that parses a cheat code of the form AAAAAA{sep}VV: six hexadecimal digits of the address{divide} and two of the value ({case_said}), nothing before or behind. Anything else gives an empty optional.",
            f'parse "AAAAAA{sep}VV" (hex, {case_said}) into address and value; nullopt if malformed',
            f"How do I read Action Replay codes such as 7E0DBE{sep}63? Address first (24 bits){', then ' + repr(sep) if sep else ''}, then the byte; hex digits in {case_said}. No spaces to strip, and everything that isn't exactly {length} characters of this form is no code.",
            f"Cheat list import: each entry is six hex digits{' and ' + repr(sep) + ' and' if sep else ' and'} two more, {case_said}. They are where and what to write. Return nothing at all for a malformed entry.",
        ),
        (struct,),
    )


def xor_hunks(rng: random.Random) -> Made:
    encode = rng.random() < 0.5
    if encode:
        body = cpp(
            """
            std::vector<uint8_t> patch;
            size_t last = 0;
            for (size_t i = 0; i < from.size();) {
              if (from[i] == to[i]) {
                ++i;
                continue;
              }
              patch.push_back(i - last);
              while (i < from.size() && from[i] != to[i]) {
                patch.push_back(from[i] ^ to[i]);
                ++i;
              }
              patch.push_back(0);
              last = i;
            }
            return patch;
            """
        )
        signature = f"std::vector<uint8_t> @f({BYTES} from, {BYTES} to)"
    else:
        body = cpp(
            """
            std::vector<uint8_t> rom = from;
            size_t place = 0;
            for (size_t at = 0; at < patch.size();) {
              place += patch[at++];
              while (patch[at] != 0) rom[place++] ^= patch[at++];
              ++at;
            }
            return rom;
            """
        )
        signature = f"std::vector<uint8_t> @f({BYTES} from, {BYTES} patch)"

    def diff(a: list[int], b: list[int]) -> list[int]:
        marks = [x ^ y for x, y in zip(a, b, strict=True)]
        out: list[int] = []
        end = 0
        for i, one in enumerate(marks):
            if one and (not i or not marks[i - 1]):
                stop = next((j for j in range(i, len(marks)) if not marks[j]), len(marks))
                out += [i - end, *marks[i:stop], 0]
                end = stop
        return out

    def oracle(a: list[int], b: list[int]) -> list[int]:
        if encode:
            return diff(a, b)
        out, rest = [], list(a)
        hunks = list(b)
        while hunks:
            skip = hunks.pop(0)
            out += rest[:skip]
            rest = rest[skip:]
            stop = hunks.index(0)
            out += [x ^ y for x, y in zip(rest[:stop], hunks[:stop], strict=True)]
            rest, hunks = rest[stop:], hunks[stop + 1 :]
        return out + rest

    def given(r: random.Random) -> list[object]:
        a = r.randbytes(r.randrange(1, 30))
        b = bytearray(a)
        for _ in range(r.randrange(7)):
            b[r.randrange(len(b))] ^= r.choice((1, 0x80, 0xFF))
        return [a, bytes(b)] if encode else [a, bytes(diff(list(a), list(b)))]

    form = "one byte with the number of equal bytes since the end of the previous hunk (or since the start), then old XOR new for each byte of the run that differs, then a byte 0"
    if encode:
        asks = (
            f"Write a function that makes an XOR patch from two images of the same size (below 256 bytes). Each run of differing bytes, as long as possible, becomes a hunk: {form}. Equal images give an empty patch.",
            f"XOR diff from -> to (same length, < 256): per maximal run of differences [{form}]",
            f"How do I store a difference so that it can be applied and taken off by the same code? Hunks, from low to high: {form}. Both buffers have the same length, at most 255.",
            f"My undo files keep old ^ new. For every stretch where `from` and `to` differ: {form}. What follows the last stretch is not mentioned. Sizes agree and are under 256.",
        )
    else:
        asks = (
            f"Write a function that applies an XOR patch to a copy of `from` and returns it. The patch is a sequence of hunks: {form}. Hunks stay inside the image; what they leave out is kept.",
            f"apply XOR hunks ([{form}]...) to a copy of `from`; patch is valid",
            f"How do I read this UPS-like format? No header; up to its end, each hunk is {form}. I want the patched image.",
            f"My undo files keep old ^ new. They consist of hunks: {form}. Return `from` with all of that applied; nothing is out of range.",
        )
    return Made(signature, body, oracle, given, asks)


def variable_number(rng: random.Random) -> Made:
    """Numbers of 7 bits a byte, as BPS and UPS have them, and simpler kinds."""
    last_marked = rng.random() < 0.6
    bias = rng.random() < 0.5
    encode = rng.random() < 0.5
    more, stop = ("0", "1") if last_marked else ("1", "0")
    if encode:
        again = "value >>= 7;" + ("\n  --value;" if bias else "")
        body = cpp(
            """
            std::vector<uint8_t> out;
            while (value >= 0x80) {
              out.push_back((value & 0x7F)@more);
              @again
            }
            out.push_back(value@stop);
            return out;
            """,
            more="" if last_marked else " | 0x80",
            stop=" | 0x80" if last_marked else "",
            again=again,
        )
    else:
        test = "!(byte & 0x80)" if not last_marked else "byte & 0x80"
        add = "\n  value += 1u << shift;" if bias else ""
        body = cpp(
            """
            uint32_t value = 0;
            int shift = 0;
            for (uint8_t byte : data) {
              value += static_cast<uint32_t>(byte & 0x7F) << shift;
              if (@test) return value;
              shift += 7;@add
            }
            return std::nullopt;
            """,
            test=test,
            add=add,
        )

    def pieces(value: int) -> list[int]:
        if value < 128:
            return [value]
        return [value % 128, *pieces(value // 128 - bias)]

    def marked(parts: list[int]) -> list[int]:
        return [one + 128 * ((i == len(parts) - 1) == last_marked) for i, one in enumerate(parts)]

    def oracle(value: int | list[int]) -> int | list[int] | None:
        if isinstance(value, int):
            if value < 0:
                raise ValueError("negative")
            return marked(pieces(value))
        parts: list[int] = []
        for one in value:
            parts.append(one % 128)
            if (one > 127) == last_marked:
                return sum((part + (bias if i else 0)) << 7 * i for i, part in enumerate(parts))
        return None

    def given(r: random.Random) -> list[object]:
        value = r.choice(
            (0, 1, 127, 128, 255, 256, 16383, 16384, 16511, 16512, r.randrange(1 << 14), r.randrange(1 << 20))
        )
        if encode:
            return [value]
        data = bytes(marked(pieces(value)))
        return [r.choice((data + r.randbytes(2), data, data[:-1]))]

    group = "7 bits a byte, the lowest group first"
    mark = f"bit 7 is {stop} in the last byte and {more} in the others"
    plus = (
        "; before each further byte 1 is subtracted from what is left (value >> 7), so that no number has two forms"
        if encode
        else "; every byte after the first has 1 added to its group before it is shifted into place"
    )
    rule = f"{group}; {mark}{plus if bias else ''}"
    if encode:
        signature = "std::vector<uint8_t> @f(uint32_t value)"
        asks = (
            f"Write a function that encodes a number for a patch file: {rule}. As few bytes as possible, at least one.",
            f"varint encode: {rule}; shortest form",
            f"How do I write variable-length numbers like a {'BPS' if bias else 'MIDI-style'} patcher? {rule[0].upper() + rule[1:]}. Stop as soon as what is left fits into 7 bits.",
            f"Lengths in my patch format take one byte or more. {rule[0].upper() + rule[1:]}. A value below 128 takes one byte, and a byte is only added while the rest needs it.",
        )
    else:
        signature = f"std::optional<uint32_t> @f({BYTES} data)"
        asks = (
            f"Write a function that decodes the number at the start of `data`: {rule}. Bytes behind the last one of the number don't matter. If the data end before it is complete, return an empty optional.",
            f"varint decode: {rule}; nullopt if it isn't finished by the end of data",
            f"How do I read variable-length numbers like a {'BPS' if bias else 'simple'} patcher does? {rule[0].upper() + rule[1:]}. They fit into 32 bits; a number that is cut off has no value.",
            f"Lengths in my patch format take one byte or more. {rule[0].upper() + rule[1:]}. Give me the first number in `data`, nothing when it is incomplete; there may be more behind it.",
        )
    return Made(signature, body, oracle, given, asks)


def rebuild_from_actions(rng: random.Random) -> Made:
    kinds = ["source", "new", "output"]
    codes = rng.sample(range(4), 3)
    size = rng.choice((1, 2))
    offset_said = "two bytes, low byte first" if size == 2 else "one byte"
    read = "patch[at] | patch[at + 1] << 8" if size == 2 else "patch[at]"
    by_code = dict(zip(kinds, codes, strict=True))
    ends = next(i for i in range(4) if i not in codes)
    body = cpp(
        """
        std::vector<uint8_t> out;
        size_t at = 0;
        while (patch[at] >> 6 != @ends) {
          const int action = patch[at] >> 6, count = (patch[at] & 0x3F) + 1;
          ++at;
          if (action == @new) {
            out.insert(out.end(), patch.begin() + at, patch.begin() + at + count);
            at += count;
            continue;
          }
          const size_t from = @read;
          at += @size;
          for (int i = 0; i < count; ++i) out.push_back(action == @source ? source[from + i] : out[from + i]);
        }
        return out;
        """,
        ends=ends,
        new=by_code["new"],
        source=by_code["source"],
        read=read,
        size=size,
    )

    def oracle(source: list[int], patch: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(patch)
        while rest[0] // 64 != ends:
            action, count = divmod(rest.pop(0), 64)
            count += 1
            if action == by_code["new"]:
                out += rest[:count]
                rest = rest[count:]
                continue
            start = int.from_bytes(bytes(rest[:size]), "little")
            rest = rest[size:]
            if action == by_code["source"]:
                if start + count > len(source):
                    raise ValueError("outside")
                out += source[start : start + count]
            else:
                tail = out[start:]
                out += (tail * count)[:count]
        return out

    def given(r: random.Random) -> list[bytes]:
        source, patch, length = r.randbytes(r.randrange(4, 20)), b"", 0
        for _ in range(r.randrange(6)):
            kind = r.choice(kinds if length else kinds[:2])
            if kind == "source":
                start = r.randrange(len(source))
                count = r.randrange(1, len(source) - start + 1)
                body_ = start.to_bytes(size, "little")
            elif kind == "new":
                count = r.randrange(1, 6)
                body_ = r.randbytes(count)
            else:
                count = r.randrange(1, 9)
                body_ = r.randrange(length).to_bytes(size, "little")
            patch += bytes([by_code[kind] << 6 | count - 1]) + body_
            length += count
        return [source, patch + bytes([ends << 6 | r.randrange(64)])]

    says = {
        "source": f"an offset ({offset_said}) follows; copy from there out of `source`",
        "new": "the bytes themselves follow",
        "output": f"an offset ({offset_said}) follows; copy from there out of what has been written, byte by byte, so it may run into its own output",
    }
    table = "; ".join(f"{code}: {says[kind]}" for kind, code in sorted(by_code.items(), key=lambda one: one[1]))
    return Made(
        f"std::vector<uint8_t> @f({BYTES} source, {BYTES} patch)",
        body,
        oracle,
        given,
        (
            f"Write a function that rebuilds a file from `source` and a patch of actions. The upper two bits of an action byte tell what to do, its lower six are the number of bytes minus one. {table}; {ends}: end of the patch (its lower bits mean nothing). Everything is valid.",
            f"delta patch: action = b >> 6, count = (b & $3F) + 1. {table}; {ends}: stop. Return the new file",
            f"How do I apply this BPS-like patch? It is a row of commands that build the new file from its start: two bits of action on top, count - 1 below. {table}; {ends}: finished. No checks needed.",
            f"My patches describe the target from front to back. Each action byte has its kind in bits 6-7 and a count less one in bits 0-5. By kind: {table}; {ends}: that was all. Return what was built.",
        ),
    )


def patch_cost(rng: random.Random) -> Made:
    head = rng.choice((5, 5, 4, 3))
    gap = rng.choice((head, head, 2))
    body = cpp(
        """
        size_t cost = 0;
        int last = -1;
        for (int i = 0; i < static_cast<int>(a.size()); ++i) {
          if (a[i] == b[i]) continue;
          cost += last >= 0 && i - last - 1 <= @gap ? i - last : @head + 1;
          last = i;
        }
        return cost;
        """,
        gap=gap,
        head=head,
    )

    def oracle(a: list[int], b: list[int]) -> int:
        spans: list[list[int]] = []
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            if x != y:
                if spans and i - spans[-1][1] <= gap:
                    spans[-1][1] = i + 1
                else:
                    spans.append([i, i + 1])
        return sum(head + end - start for start, end in spans)

    def given(r: random.Random) -> list[bytes]:
        a = bytes(r.randrange(2, 40))
        return [a, bytes(r.choice((0, 0, 0, 0, 1)) for _ in a)]

    return Made(
        f"size_t @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f"Write a function that predicts the size of a patch between two images of equal size. A record costs {head} bytes and one for each byte it covers. Differing bytes share a record if at most {gap} equal bytes lie between one and the next (these are then covered too). Return the sum over all records.",
            f"patch size estimate: {head} + length for each run of differences, runs joined over gaps of <= {gap} equal bytes",
            f"How large will the patch from `a` to `b` be? {head} bytes of header a record plus its data; two differences with {gap} or fewer equal bytes between them go into one record, gap included. Same length of both.",
            f"Show the user what a hack costs: collect differing offsets into records, bridging up to {gap} unchanged bytes, and count {head} bytes for each record besides the bytes from its first to its last difference.",
        ),
    )


def overlap_of_patches(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Range", "Block", "Area")), (("u32", "start"), ("u32", "size")))
    n = struct.name
    wanted = rng.choice(("bytes", "first", "pairs"))
    if wanted == "bytes":
        core = "if (low < high) result += high - low;"
        head, tail = "uint32_t result = 0;", "return result;"
    elif wanted == "pairs":
        core = "if (low < high) ++result;"
        head, tail = "int result = 0;", "return result;"
    else:
        core = "if (low < high) result = std::min<int64_t>(result, low);"
        head, tail = "int64_t result = 0x7FFFFFFF;", "return result == 0x7FFFFFFF ? -1 : static_cast<int>(result);"
    body = cpp(
        """
        @head
        for (const @n& one : a) {
          for (const @n& other : b) {
            const uint32_t low = std::max(one.start, other.start);
            const uint32_t high = std::min(one.start + one.size, other.start + other.size);
            @core
          }
        }
        @tail
        """,
        head=head,
        n=n,
        core=core,
        tail=tail,
    )

    def oracle(a: list[Record], b: list[Record]) -> int:
        def cells(one: Record) -> set[int]:
            return set(range(one.start, one.start + one.size))  # type: ignore[attr-defined]

        shared = [cells(one) & cells(other) for one in a for other in b]
        if wanted == "bytes":
            return sum(map(len, shared))
        if wanted == "pairs":
            return sum(map(bool, shared))
        return min((min(one) for one in shared if one), default=-1)

    def given(r: random.Random) -> list[object]:
        def patch() -> list[Record]:
            out, at = [], r.randrange(6)
            for _ in range(r.randrange(4)):
                size = r.randrange(1, 9)
                out.append(Record(("start", "size"), (at, size)))
                at += size + r.randrange(8)
            return r.sample(out, len(out))

        return [patch(), patch()]

    goal = {
        "bytes": "how many bytes both of them write",
        "pairs": "how many pairs of a range of `a` and a range of `b` have a byte in common",
        "first": "the lowest offset that both of them write, or -1",
    }[wanted]
    return Made(
        f"{'uint32_t' if wanted == 'bytes' else 'int'} @f(const std::vector<{n}>& a, const std::vector<{n}>& b)",
        body,
        oracle,
        given,
        (
            f"Write a function that checks two patches for conflicts and returns {goal}. A range covers `size` bytes (at least 1) from `start` on. Within one patch the ranges do not overlap; they are in no order.",
            f"patches a and b as unsorted ranges (disjoint within each): {goal}?",
            f"Can two hacks be combined? I know which bytes each of them changes, as ranges. Tell me {goal}. No range of a patch overlaps another of the same one, sizes are positive, order is arbitrary.",
            f"Conflict check for a patch manager: {goal}. {n}: first offset and number of bytes (1 or more); the ranges of one list are disjoint, but not sorted.",
        ),
        (struct,),
    )


def insert_shifting(rng: random.Random) -> Made:
    fill = rng.choice((0xFF, 0x00, 0xEA))
    body = cpp(
        """
        if (offset > block.size()) return false;
        size_t used = block.size();
        while (used > 0 && block[used - 1] == @fill) --used;
        used = std::max(used, offset);
        if (used + data.size() > block.size()) return false;
        std::copy_backward(block.begin() + offset, block.begin() + used, block.begin() + used + data.size());
        std::copy(data.begin(), data.end(), block.begin() + offset);
        return true;
        """,
        fill=hexadecimal(fill),
    )

    def oracle(block: list[int], offset: int, data: list[int]) -> bool:
        if offset > len(block):
            return False
        size = len(block)
        tail = block[offset:]
        spare = 0
        while spare < len(tail) and tail[-1 - spare] == fill:
            spare += 1
        if spare < len(data):
            return False
        block[offset:] = data + tail[: len(tail) - len(data)]
        return len(block) == size

    def given(r: random.Random) -> list[object]:
        used, spare = r.randrange(10), r.randrange(8)
        block = bytes(r.choice((fill, 1, 2)) for _ in range(used)) + bytes([fill]) * spare
        return [
            block,
            r.choice((0, used, len(block), len(block) + 1, r.randrange(len(block) + 1))),
            r.randbytes(r.choice((0, 1, spare, spare + 1))),
        ]

    return Made(
        f"bool @f({BUFFER} block, size_t offset, {BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that inserts `data` at `offset` into a block of fixed size. What stands there and behind moves up, at the cost of free bytes ({hexadecimal(fill)}) at the end of the block. If there are not enough of these from `offset` on, or `offset` is larger than the size, return false and change nothing; otherwise true.",
            f"insert into a fixed-size block, eating trailing ${fill:02X} bytes (only those at or behind `offset`); false and unchanged if too few",
            f"How do I squeeze bytes into the middle of a table in the ROM? Its tail is padded with ${fill:02X}; everything from `offset` on shifts and that padding shrinks. It must not grow: with too little padding at the end (counting none before `offset`), or an offset outside, say false and leave it.",
            f"The event list sits in a block padded with ${fill:02X}. Put `data` in at `offset` (up to the block's size), move the rest behind it, drop as many padding bytes from the end. Not possible if that would lose another byte or one before `offset`: false, block as it was.",
        ),
    )


def move_range(rng: random.Random) -> Made:
    fill = rng.choice((0xFF, 0x00))
    body = cpp(
        """
        if (from + count > rom.size() || to + count > rom.size()) return false;
        const std::vector<uint8_t> block(rom.begin() + from, rom.begin() + from + count);
        std::fill_n(rom.begin() + from, count, @fill);
        std::copy(block.begin(), block.end(), rom.begin() + to);
        return true;
        """,
        fill=hexadecimal(fill),
    )

    def oracle(rom: list[int], source: int, target: int, count: int) -> bool:
        if max(source, target) + count > len(rom):
            return False
        old = list(rom)
        for i in range(len(rom)):
            if i - target in range(count):
                rom[i] = old[source + i - target]
            elif i - source in range(count):
                rom[i] = fill
        return True

    def given(r: random.Random) -> list[object]:
        size = r.randrange(4, 20)
        count = r.randrange(0, 6)
        return [
            r.randbytes(size),
            r.randrange(size),
            r.choice((0, size - count if count <= size else 0, r.randrange(size))),
            count,
        ]

    return Made(
        f"bool @f({BUFFER} rom, size_t from, size_t to, size_t count)",
        body,
        oracle,
        given,
        (
            f"Write a function that moves `count` bytes of the ROM from offset `from` to offset `to`. Both places may overlap; the bytes of the old place that are not part of the new one become {hexadecimal(fill)}. If either place is not completely inside the ROM nothing changes and false is returned, otherwise true.",
            f"move [from, from+count) to `to`, overlap allowed, vacated bytes = ${fill:02X}; false (and no change) if out of bounds",
            f"How can I relocate a block and free its old place at once? The new place gets the old contents even where they overlap, the rest of the old place is filled with ${fill:02X}. Bounds are checked first: false, untouched.",
            f"Drag and drop of data blocks: after it, `count` bytes that were at `from` are at `to`, and what they left behind (outside of the new place) reads ${fill:02X}. Refuse, with false, what isn't inside `rom`.",
        ),
    )


def lines_of_changes(rng: random.Random) -> Made:
    arrow = rng.choice((" -> ", ": ", " => "))
    limit = rng.choice((2, 3, 4))
    body = cpp(
        """
        std::string out;
        int lines = 0, more = 0;
        for (size_t i = 0; i < a.size(); ++i) {
          if (a[i] == b[i]) continue;
          if (++lines > @limit) {
            ++more;
            continue;
          }
          char line[40];
          snprintf(line, sizeof line, "%04X: %02X@arrow%02X\\n", static_cast<unsigned>(i), a[i], b[i]);
          out += line;
        }
        if (more) out += "and " + std::to_string(more) + " more\\n";
        return out;
        """,
        limit=limit,
        arrow=arrow,
    )

    def oracle(a: list[int], b: list[int]) -> str:
        lines = [f"{i:04X}: {x:02X}{arrow}{y:02X}" for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(lines) > limit:
            lines[limit:] = [f"and {len(lines) - limit} more"]
        return "".join(f"{one}\n" for one in lines)

    def given(r: random.Random) -> list[bytes]:
        a = bytes(r.choice((0, 0xEA, 0x80)) for _ in range(r.randrange(1, 24)))
        b = bytearray(a)
        for _ in range(r.randrange(7)):
            b[r.randrange(len(b))] = r.randrange(256)
        return [a, bytes(b)]

    shape = f"0012: EA{arrow}60"
    return Made(
        f"std::string @f({BYTES} a, {BYTES} b)",
        body,
        oracle,
        given,
        (
            f'Write a function that lists the differences of two buffers of the same size (below 65536) as text, one line each, such as "{shape}": offset in four hexadecimal digits, old byte from `a`, new byte from `b`, upper case. Only the first {limit} are listed; if there are more, a line "and N more" follows, N in decimal. Every line ends with a newline.',
            f'diff report: "{shape}\\n" (offset: old{arrow}new, upper-case hex, 4 and 2 digits) for the first {limit} differing bytes, then "and N more\\n" if any are left',
            f"How do I show what a patch changed? For the first {limit} offsets at which `b` differs from `a`, a line like {shape}; when others remain, one last line with their number: and 5 more. Lines end in \\n; equal buffers give an empty string.",
            f'Changelog dialog: offset (%04X), colon and space, the old byte, "{arrow}", the new byte (%02X). It has room for {limit} of them. Further differences are only counted: "and N more". A newline behind each line, nothing at all if both agree.',
        ),
    )


RECIPES = (
    patched_size,
    ips_faults,
    apply_if_expected,
    undo_record,
    useless_changes,
    game_code,
    xor_hunks,
    variable_number,
    rebuild_from_actions,
    patch_cost,
    overlap_of_patches,
    insert_shifting,
    move_range,
    lines_of_changes,
)
