"""Which ROM is this, and is it sound: header fields read and set together, copier headers, layouts, vectors, sizes, lists of hacks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal, rom
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "ROM header"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _header(r: random.Random) -> bytes:
    """64 bytes as at $FFC0."""
    data = bytearray(r.randbytes(64))
    data[0:21] = bytes(r.choice(b"ZELDA GAME 12") for _ in range(21))
    data[0x15] = r.choice((0x20, 0x21, 0x30, 0x31, 0x35, 0x25))
    data[0x17] = r.choice((9, 10, 11, 12, 13))
    data[0x18] = r.choice((0, 1, 3, 5, 8))
    data[0x19] = r.choice((0, 1, 2, 3, 9, 14, 200))
    data[0x1A] = r.choice((0x33, 0x01, 0xC3))
    return bytes(data)


def header_fields(rng: random.Random) -> Made:
    fields = rng.choice(
        (
            (("bool", "fast", "fast"), ("u32", "rom_size", "rom"), ("u32", "ram_size", "ram")),
            (("bool", "hirom", "hirom"), ("u8", "region", "region"), ("u8", "version", "version")),
            (
                ("bool", "fast", "fast"),
                ("bool", "hirom", "hirom"),
                ("u32", "ram_size", "ram"),
                ("u16", "checksum", "sum"),
            ),
        )
    )
    struct = Struct(rng.choice(("Header", "RomInfo", "Cartridge")), tuple((kind, name) for kind, name, _ in fields))
    n = struct.name
    code = {
        "fast": "(header[0x15] & 0x10) != 0",
        "hirom": "(header[0x15] & 0x01) != 0",
        "rom": "1024u << (header[0x17] & 15)",
        "ram": "(header[0x18] & 15) == 0 ? 0 : 1024u << (header[0x18] & 15)",
        "region": "header[0x19]",
        "version": "header[0x1B]",
        "sum": "uint16_t(header[0x1E] | header[0x1F] << 8)",
    }
    told = {
        "fast": "bit 4 of byte 0x15",
        "hirom": "bit 0 of byte 0x15",
        "rom": "1024 shifted left by the lower nibble of byte 0x17",
        "ram": "1024 shifted left by the lower nibble of byte 0x18, but 0 if that nibble is 0",
        "region": "byte 0x19",
        "version": "byte 0x1B",
        "sum": "the little-endian word at 0x1E",
    }
    names = [name for _, name, _ in fields]
    body = "return {" + ", ".join(code[key] for _, _, key in fields) + "};"

    def oracle(header: list[int]) -> Record:
        values = {
            "fast": header[0x15] // 16 % 2,
            "hirom": header[0x15] % 2,
            "rom": 2 ** (10 + header[0x17] % 16),
            "ram": 2 ** (10 + header[0x18] % 16) if header[0x18] % 16 else 0,
            "region": header[0x19],
            "version": header[0x1B],
            "sum": int.from_bytes(bytes(header[0x1E:0x20]), "little"),
        }
        return Record(names, [values[key] for _, _, key in fields])

    layout = ", ".join(f"`{name}` is {told[key]}" for _, name, key in fields)
    return Made(
        f"{n} @f({BYTES} header)",
        body,
        oracle,
        lambda r: [_header(r)],
        (
            f"Write a function that reads a SNES header, the 64 bytes from $FFC0 on: {layout}.",
            f"parse the header bytes ($FFC0 = index 0): {layout}",
            f"Info dialog for a ROM. `header` has the 64 bytes at $FFC0. I need these fields: {layout}.",
            f"Fill my struct from a 64-byte SNES header: {layout}.",
        ),
        (struct,),
    )


def television_standard(rng: random.Random) -> Made:
    wanted = rng.choice(("pal", "fps", "set"))
    place = 0x19
    pal = "(region >= 2 && region <= 12) || region == 17"
    if wanted == "pal":
        body = f"return {pal};"
        signature = "bool @f(uint8_t region)"
    elif wanted == "fps":
        body = f"const bool pal = {pal};\nreturn (frames + (pal ? 49 : 59)) / (pal ? 50 : 60);"
        signature = "int @f(uint8_t region, int frames)"
    else:
        body = f"const uint8_t region = header[{hexadecimal(place)}];\nconst bool pal = {pal};\nif (pal) header[{hexadecimal(place)}] = 1;\nreturn pal;"
        signature = f"bool @f({BUFFER} header)"

    def oracle(first: object, frames: int = 0) -> object:
        region = first[place] if isinstance(first, list) else first
        is_pal = region in {*range(2, 13), 17}
        if isinstance(first, list) and is_pal:
            first[place] = 1
        return -(-frames // (50 if is_pal else 60)) if wanted == "fps" else is_pal

    def given(r: random.Random) -> list[object]:
        region = r.choice((0, 1, 2, 12, 13, 14, 17, 16, 18, 15, 255))
        if wanted == "set":
            header = bytearray(_header(r)[:32])
            header[place] = region
            return [bytes(header)]
        return [region, r.choice((0, 1, 50, 60, 61, 51, r.randrange(5000)))] if wanted == "fps" else [region]

    rule = "regions 2 to 12 and 17 are PAL (50 Hz), all others NTSC (60 Hz)"
    asks = {
        "pal": (
            f"Write a function that tells whether the region byte of a SNES header belongs to a PAL game: {rule}.",
            f"PAL? ({rule})",
            f"Emulator setup: does this game run at 50 Hz? By its region byte: {rule}.",
            f"region code -> true for PAL; {rule}.",
        ),
        "fps": (
            f"Write a function that returns how many seconds, rounded up, a number of frames takes in a game with the given region byte: {rule}. `frames` is not negative.",
            f"frames -> seconds (ceil), 50 or 60 fps by region byte; {rule}",
            f"How long is a cutscene of `frames` frames (0 or more) in whole seconds, rounded up? The speed depends on the header's region: {rule}.",
            f"ceil(frames / rate), rate by region code: {rule}; no negative frames.",
        ),
        "set": (
            f"Write a function that makes a PAL game's header American: if the region byte, at index 0x19 of `header`, stands for PAL, it becomes 1. Here {rule}. Return whether it was changed. The header is long enough.",
            f"header[0x19]: PAL region -> 1, true; else false and unchanged; {rule}",
            f"Region patch: header byte 0x19 is the region; {rule}. Turn PAL ones into 1 (North America) and tell me if that was done; NTSC regions stay.",
            f"Replace a PAL region code by 1 at index 0x19 ({rule}). Returns true if it was one.",
        ),
    }[wanted]
    return Made(signature, body, oracle, given, asks)


def has_copier_header(rng: random.Random) -> Made:
    wanted = rng.choice(("kind", "parts"))
    body = (
        cpp(
            """
            if (file.size() % 0x400 != 0x200) return "none";
            if (file[8] == 0xAA && file[9] == 0xBB && file[10] == 4) return "swc";
            if (std::equal(file.begin(), file.begin() + 16, "GAME DOCTOR SF 3")) return "gd3";
            const size_t blocks = (file.size() - 0x200) / 0x2000;
            return size_t(file[0] | file[1] << 8) == blocks ? "smc" : "unknown";
            """
        )
        if wanted == "kind"
        else cpp(
            """
            const size_t rest = file.size() % 0x400;
            if (rest != 0 && rest != 0x200) return -1;
            const size_t size = file.size() - rest;
            if (size == 0) return -1;
            return rest == 0 || std::all_of(file.begin() + 0x10, file.begin() + 0x200, [](uint8_t one) { return one == 0; }) ? rest : -2;
            """
        )
    )
    body = body.replace('"GAME DOCTOR SF 3"', 'std::string("GAME DOCTOR SF 3").begin()').replace(
        "? rest : -2", "? int(rest) : -2"
    )

    def oracle(file: list[int]) -> object:
        data = bytes(file)
        head = data[: len(data) % 1024]
        if wanted == "kind":
            if len(head) != 512:
                return "none"
            if data[8:11] == b"\xaa\xbb\x04":
                return "swc"
            if data.startswith(b"GAME DOCTOR SF 3"):
                return "gd3"
            return (
                "smc"
                if int.from_bytes(data[:2], "little") * 8192 in range(len(data) - 8192 - 511, len(data) - 511)
                else "unknown"
            )
        if len(head) not in (0, 512) or len(head) == len(data):
            return -1
        return len(head) if not head[16:].strip(b"\0") else -2

    def given(r: random.Random) -> list[bytes]:
        size = 1024 * r.choice((1, 1, 8, 9))
        style = r.randrange(5)
        head = {
            0: {8: b"\xaa\xbb\x04"},
            1: {0: b"GAME DOCTOR SF 3"},
            2: {0: (size // 8192).to_bytes(2, "little")},
            3: {0: r.randbytes(20)},
            4: {0: b"\1\1"},
        }[style]
        seed = r.randrange(1, 1 << 32)
        plain = rom(size, seed=seed)
        headed = rom(size + 512, {**head, 520: r.randbytes(8)})
        if wanted == "kind":
            return [r.choice((headed, headed, plain))]
        return [r.choice((headed, headed, plain, rom(size + 1, seed=seed), rom(512, head), rom(0)))]

    if wanted == "kind":
        asks = (
            'Write a function that tells which copier header a ROM file has. If its size modulo 1024 is not 512 there is none: "none". Otherwise, in this order: bytes 8, 9 and 10 are AA, BB and 04 (hexadecimal): "swc"; it begins with the text "GAME DOCTOR SF 3": "gd3"; its first little-endian word is the number of whole 8 KiB blocks behind the 512 bytes: "smc"; anything else: "unknown".',
            'size % 1024 != 512: "none"; [8..10] == AA BB 04: "swc"; starts with "GAME DOCTOR SF 3": "gd3"; LE word 0 == (size - 512) / 8192: "smc"; else "unknown"',
            'Old dumps have 512 bytes of a copier in front (file size modulo 1024 is 512, otherwise "none"). Which one? "swc" has AA BB 04 at offset 8, "gd3" starts with GAME DOCTOR SF 3, "smc" has the number of 8 KiB blocks of the rest (rounded down) in its first two bytes, low first; first match counts, and "unknown" is the last resort.',
            'Classify the copier header: none / swc / gd3 / smc / unknown. Signs, tested in this order: no 512-byte excess over a multiple of 1024; $AA $BB $04 at 8; "GAME DOCTOR SF 3" at 0; 16-bit LE block count (8192 bytes, rounded down, without header) at 0.',
        )
    else:
        asks = (
            "Write a function that returns the size of a file's copier header: 0 or 512, which is the file size modulo 1024. Any other remainder, or a file with nothing behind that header, gives -1. A header of 512 bytes must be 0 from offset 16 on, otherwise the result is -2.",
            "header size = size % 1024 if that is 0 or 512 (else -1; -1 too if no ROM is left); 512 requires bytes 16-511 == 0, else -2",
            "How many bytes should I skip before the ROM? 512 if the file is that much longer than a multiple of 1024, 0 if it is a multiple, -1 for all other sizes and for files that would have no ROM at all. As a check, a header's bytes from 16 to 511 are all zero; -2 if not.",
            "Copier header length (0 or 0x200) by size % 0x400; -1 for other remainders or an empty ROM; -2 when a header has a nonzero byte at offset 16 or later.",
        )
    return Made(f"{'std::string' if wanted == 'kind' else 'int'} @f({BYTES} file)", body, oracle, given, asks)


def swap_halves(rng: random.Random) -> Made:
    kind = rng.choice(("halves", "quarters", "bytes"))
    if kind == "halves":
        body = "if (rom.size() % 2 != 0) return false;\nstd::rotate(rom.begin(), rom.begin() + rom.size() / 2, rom.end());\nreturn true;"
    elif kind == "quarters":
        body = "if (rom.size() % 4 != 0) return false;\nconst size_t quarter = rom.size() / 4;\nstd::swap_ranges(rom.begin() + quarter, rom.begin() + 2 * quarter, rom.begin() + 2 * quarter);\nreturn true;"
    else:
        body = "if (rom.size() % 2 != 0) return false;\nfor (size_t i = 0; i < rom.size(); i += 2) std::swap(rom[i], rom[i + 1]);\nreturn true;"

    def oracle(rom: list[int]) -> bool:
        parts = 4 if kind == "quarters" else 2
        size, odd = divmod(len(rom), parts)
        if odd:
            return False
        if kind == "bytes":
            rom[:] = [one for pair in zip(rom[1::2], rom[::2], strict=True) for one in pair]
        else:
            pieces = [rom[i * size : i * size + size] for i in range(parts)]
            order = (1, 0) if kind == "halves" else (0, 2, 1, 3)
            rom[:] = [one for i in order for one in pieces[i]]
        return True

    what = {
        "halves": "exchanges the first and the second half",
        "quarters": "exchanges the second and the third quarter",
        "bytes": "exchanges the two bytes of each pair (offsets 0 and 1, 2 and 3, and so on)",
    }[kind]
    unit = "four" if kind == "quarters" else "two"
    return Made(
        f"bool @f({BUFFER} rom)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 4, 8, 12, r.randrange(17))))],
        (
            f"Write a function that {what} of a ROM image in place, as some dumps need it. If the size is not divisible by {unit}, change nothing and return false, otherwise true.",
            f"in place: {what}; false if size % {'4' if unit == 'four' else '2'} != 0",
            f"A badly dumped game comes in the wrong order. Mend it with a function that {what} and returns true, or false (no change) for a size that is no multiple of {unit}.",
            f"ROM reordering: it {what}. Result: whether the size is a multiple of {unit}; otherwise nothing happens.",
        ),
    )


def header_place(rng: random.Random) -> Made:
    places = rng.choice(((0x7FC0, 0xFFC0), (0x7FC0, 0xFFC0, 0x40FFC0)))
    small = {0x7FC0: 0x40, 0xFFC0: 0x80, 0x40FFC0: 0xC0}
    offsets = [small[one] for one in places]
    lines = "\n".join(f"if (fits({hexadecimal(one)})) return {hexadecimal(one)};" for one in offsets)
    rule = rng.choice(("complement", "vector"))
    test = (
        "(rom[at + 0x1C] ^ rom[at + 0x1E]) == 0xFF && (rom[at + 0x1D] ^ rom[at + 0x1F]) == 0xFF"
        if rule == "complement"
        else "rom[at + 0x3D] >= 0x80 && (rom[at + 0x3C] | rom[at + 0x3D] << 8) != 0xFFFF"
    )
    body = cpp(
        """
        auto fits = [&](size_t at) {
          return at + 0x40 <= rom.size() && @test;
        };
        @lines
        return -1;
        """,
        test=test,
        lines=lines,
    )

    def oracle(rom: list[int]) -> int:
        for at in offsets:
            part = bytes(rom[at : at + 64])
            if len(part) < 64:
                continue
            words = [int.from_bytes(part[i : i + 2], "little") for i in (0x1C, 0x1E, 0x3C)]
            good = words[0] + words[1] == 0xFFFF if rule == "complement" else 0x8000 <= words[2] < 0xFFFF
            if good:
                return at
        return -1

    def given(r: random.Random) -> list[bytes]:
        data = bytearray(r.randbytes(r.choice((0x7F, 0x80, 0xC0, 0x100, 0x120))))
        for at in offsets:
            if at + 64 > len(data):
                continue
            total = r.randrange(65536)
            if r.random() < 0.5:
                data[at + 0x1C : at + 0x20] = (65535 - total).to_bytes(2, "little") + total.to_bytes(2, "little")
            data[at + 0x3C : at + 0x3E] = r.choice((0x8000, 0xFFFF, 0x7FFF, 0x9123)).to_bytes(2, "little")
        return [bytes(data)]

    listed = ", ".join(map(hexadecimal, offsets[:-1])) + f" and {hexadecimal(offsets[-1])}"
    sign = (
        "the little-endian words at its bytes 0x1C and 0x1E add up to 0xFFFF"
        if rule == "complement"
        else "the little-endian word at its byte 0x3C (the reset vector) is 0x8000 to 0xFFFE"
    )
    return Made(
        f"int @f({BYTES} rom)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the header in a (miniature) test ROM. It has 64 bytes and may be at {listed}, tried in this order; it is valid if all of it is inside the ROM and {sign}. Return its offset or -1.",
            f"first of offsets {listed} with 64 bytes there and valid ({sign}); else -1",
            f"My unit tests use tiny ROM images with the header at {listed}. Which is the first place that looks right, that is, lies completely in the image and {sign}? -1 for none.",
            f"Header detection on small images: candidates {listed}; test: complete, and {sign}. Offset of the first hit, -1 without one.",
        ),
    )


def vectors_text(rng: random.Random) -> Made:
    entries = rng.choice(
        (
            (("COP", 4), ("BRK", 6), ("NMI", 10), ("IRQ", 14)),
            (("NMI", 10), ("IRQ", 14), ("RESET", 28)),
        )
    )
    same = rng.random() < 0.5
    names = ", ".join(f'"{name}"' for name, _ in entries)
    places = ", ".join(str(at) for _, at in entries)
    body = cpp(
        """
        const char* names[] = {@names};
        const int places[] = {@places};
        std::string text;
        char buffer[16];
        for (int i = 0; i < @count; ++i) {
          const int target = table[places[i]] | table[places[i] + 1] << 8;
          @skip
          snprintf(buffer, sizeof buffer, "=%04X", target);
          text += (text.empty() ? "" : " ") + std::string(names[i]) + buffer;
        }
        return text;
        """,
        names=names,
        places=places,
        count=len(entries),
        skip="if (target == 0xFFFF || target == 0) continue;" if same else "",
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(table: list[int]) -> str:
        parts = []
        for name, at in entries:
            low, high = table[at : at + 2]
            if same and (low, high) in ((0, 0), (255, 255)):
                continue
            parts.append(f"{name}={high:02X}{low:02X}")
        return " ".join(parts)

    listed = ", ".join(f"{name} at {at}" for name, at in entries)
    skip = " Vectors that are 0000 or FFFF are left out." if same else ""
    return Made(
        f"std::string @f({BYTES} table)",
        body,
        oracle,
        lambda r: [b"".join(r.choice((b"\0\0", b"\xff\xff", r.randbytes(2), b"\x00\x80")) for _ in range(16))],
        (
            f'Write a function that lists interrupt vectors as text. `table` has 32 bytes; the vectors are little-endian words: {listed}. The form is "{entries[0][0]}=8123 {entries[1][0]}=FF00": name, equals sign, four upper-case hex digits, single spaces between, in this order.{skip}',
            f'vector table (32 bytes from $FFE0) -> "{entries[0][0]}=XXXX {entries[1][0]}=XXXX ..." for {listed} (LE words).{skip}',
            f"Show where the interrupts go: from the 32 bytes at $FFE0 take {listed} and print them as NAME=XXXX, separated by a space, in that order (hex, capitals).{skip}",
            f"Text of these vectors, little-endian at the given index: {listed}; NAME=%04X joined by blanks.{skip}",
        ),
    )


def matching_hacks(rng: random.Random) -> Made:
    struct = Struct(rng.choice(("Hack", "Release", "KnownFile")), (("u32", "size"), ("u32", "crc"), ("u8", "parent")))
    n = struct.name
    wanted = rng.choice(("chain", "root"))
    body = cpp(
        """
        int at = -1;
        for (size_t i = 0; i < files.size() && at < 0; ++i)
          if (files[i].size == size && files[i].crc == crc) at = i;
        @head
        while (at >= 0) {
          @step
          at = files[at].parent == 0xFF ? -1 : files[at].parent;
        }
        return @end;
        """,
        head="std::vector<int> chain;" if wanted == "chain" else "int root = -1;",
        step="chain.push_back(at);" if wanted == "chain" else "root = at;",
        end="chain" if wanted == "chain" else "root",
    )

    def oracle(files: list[Record], size: int, crc: int) -> object:
        rows = [vars(one) for one in files]
        hits = [i for i, one in enumerate(rows) if (one["size"], one["crc"]) == (size, crc)]
        chain = hits[:1]
        while chain and rows[chain[-1]]["parent"] != 255:
            if len(chain) > len(rows) or rows[chain[-1]]["parent"] >= len(rows):
                raise ValueError("no such parent")
            chain.append(rows[chain[-1]]["parent"])
        if wanted == "chain":
            return chain
        return chain[-1] if chain else -1

    def given(r: random.Random) -> list[object]:
        files = [
            Record(
                ("size", "crc", "parent"),
                (
                    r.choice((0x100000, 0x200000)),
                    r.choice((0x777AAC2F, 5, 6, 7)),
                    255 if i == 0 or r.random() < 0.25 else r.randrange(i),
                ),
            )
            for i in range(r.randrange(6))
        ]
        one = vars(r.choice(files)) if files and r.random() < 0.85 else {"size": 1, "crc": 5}
        return [files, one["size"], one["crc"]]

    goal = (
        "the numbers of this file, of the one it is based on, and so on up to an original; nothing if the file is unknown"
        if wanted == "chain"
        else "the number of the original it is based on in the end (its own if it is one), -1 if the file is unknown"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'chain' else 'int'} @f(const std::vector<{n}>& files, uint32_t size, uint32_t crc)",
        body,
        oracle,
        given,
        (
            f"Write a function for a data base of hacks. `parent` is the number (from 0) of the file in the list that a hack is based on, or 255 for an original. Look for the first file with the given size and CRC and return {goal}. There are no circles.",
            f"find (size, crc) in the list (first hit), follow `parent` (255 = original): {goal}",
            f"My launcher identifies a ROM by size and checksum and wants to know its ancestry: {goal}. Entries refer to their base by index, originals have 255; the chain always ends. The first match counts.",
            f"Lineage lookup: first entry with equal size and crc, then parent by parent until 255. Return {goal}.",
        ),
        (struct,),
    )


def file_name_of_hack(rng: random.Random) -> Made:
    sep = rng.choice(("_", "-"))
    limit = rng.choice((12, 16, 20))
    body = cpp(
        """
        std::string name;
        for (char c : title) {
          if (std::isalnum(c)) name += std::tolower(c);
          else if (!name.empty() && name.back() != '@sep') name += '@sep';
        }
        name.resize(std::min<size_t>(name.size(), @limit));
        while (!name.empty() && name.back() == '@sep') name.pop_back();
        return (name.empty() ? "@empty" : name) + ".@ext";
        """,
        sep=sep,
        limit=limit,
        empty=(empty := rng.choice(("hack", "unnamed"))),
        ext=(ext := rng.choice(("sfc", "smc", "bps"))),
    )

    def oracle(title: str) -> str:
        words = "".join(one if one.isalnum() else " " for one in title.lower()).split()
        return (sep.join(words)[:limit].rstrip(sep) or empty) + "." + ext

    return Made(
        "std::string @f(const std::string& title)",
        body,
        oracle,
        lambda r: [
            "".join(
                r.choice(("Zelda", "III", " ", "- ", "!", "Oracle", "2.0", "'s", "  ", "of"))
                for _ in range(r.randrange(8))
            )
        ],
        (
            f'Write a function that makes a file name from the title (ASCII) of a hack: letters in lower case and digits are kept, every row of other characters becomes a single "{sep}", none at the beginning. Then it is cut to {limit} characters, any "{sep}" at the end is removed, and ".{ext}" appended. If nothing is left the name is "{empty}.{ext}".',
            f'slug: lower-case alnum, other runs -> one "{sep}", no leading/trailing "{sep}", at most {limit} chars (then strip a trailing "{sep}" again), + ".{ext}"; empty -> "{empty}.{ext}"',
            f'Turn "Oracle of Secrets!" into a safe file name: only a-z and 0-9, with {sep} between the words, no longer than {limit} characters before .{ext}, and never {sep} at either end. A title without letters and digits gives {empty}.{ext}.',
            f"Title to file name ({limit} characters at most without the extension .{ext}): lowercase ASCII letters and digits, a {sep} for each gap inside, gaps at the ends dropped also after cutting. Fallback: {empty}.",
        ),
    )


RECIPES = (
    header_fields,
    television_standard,
    has_copier_header,
    swap_halves,
    header_place,
    vectors_text,
    matching_hacks,
    file_name_of_hack,
)
