"""ROM images: guessing the mapping, names of header fields, RATS tags, free places, banks compared, balanced sums."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, Made, of_recipes

SUBJECT = "ROM layout"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def header_score(rng: random.Random) -> Made:
    points = [rng.randrange(1, 5) for _ in range(3)]
    title = rng.random() < 0.5
    body = cpp(
        """
        auto word = [&](int at) { return header[at] | header[at + 1] << 8; };
        int score = 0;
        if ((word(0x1C) ^ word(0x1E)) == 0xFFFF) score += @a;
        if (word(0x3C) >= 0x8000) score += @b;
        @c
        return score;
        """,
        a=points[0],
        b=points[1],
        c=f"if (std::all_of(header.begin(), header.begin() + 21, [](uint8_t c) {{ return c >= 0x20 && c < 0x7F; }})) score += {points[2]};"
        if title
        else f"if (header[0x15] == 0x20 || header[0x15] == 0x30) score += {points[2]};",
    )

    def oracle(header: list[int]) -> int:
        raw = bytes(header)
        if len(raw) != 64:
            raise ValueError("size")
        a, b, reset = (int.from_bytes(raw[i : i + 2], "little") for i in (0x1C, 0x1E, 0x3C))
        third = (
            raw[:21].decode("latin-1").isascii() and raw[:21].decode("latin-1").isprintable()
            if title
            else raw[0x15] in b"\x20\x30"
        )
        return points[0] * (a + b == 0xFFFF) + points[1] * (reset // 0x8000) + points[2] * third

    def given(r: random.Random) -> list[bytes]:
        raw = bytearray(r.randbytes(64))
        if r.random() < 0.6:
            raw[:21] = bytes(r.choice(b"ZELDA 12") for _ in range(20)) + r.choice((b" ", b" ", b"\x1f", b"\x7f"))
        raw[0x15] = r.choice((0x20, 0x30, 0x21))
        if r.random() < 0.6:
            raw[0x1E], raw[0x1F] = 255 - raw[0x1C], 255 - raw[0x1D]
        return [bytes(raw)]

    third = (
        "for a title (first 21 bytes) of nothing but printable ASCII, 0x20 to 0x7E"
        if title
        else "if the map mode at 0x15 is 0x20 or 0x30"
    )
    return Made(
        f"int @f({BYTES} header)",
        body,
        oracle,
        given,
        (
            f"Write a function that scores 64 bytes as a possible SNES header ($FFC0-$FFFF): {points[0]} points if the words at 0x1C (complement) and 0x1E (checksum) are each other's complement, {points[1]} if the word at 0x3C (reset vector) is 0x8000 or more, {points[2]} {third}. Words are little-endian; return the sum of the points.",
            f"header heuristics on 64 bytes from $FFC0: +{points[0]} checksum ^ complement == $FFFF (1C, 1E), +{points[1]} reset vector (3C) >= $8000, +{points[2]} {third}",
            f"LoROM or HiROM? I score both candidates and take the better. `header` is what would be at $FFC0 to $FFFF. Checksum and complement fit (offsets 1E and 1C): {points[0]}. Emulation-mode reset vector (3C) in the upper half of the bank: {points[1]}. And {points[2]} {third}.",
            f"Loader heuristics: complement at +$1C, checksum at +$1E, XOR must be $FFFF -> {points[0]}; reset vector at +$3C from $8000 up -> {points[1]}; {third} -> {points[2]}. Add up what applies.",
        ),
    )


def release_name(rng: random.Random) -> Made:
    regions = rng.sample(((0, "J"), (1, "U"), (2, "E"), (6, "F"), (9, "G")), 3)
    regions.sort()
    version = rng.random() < 0.6
    listed = ", ".join(f"{code} {letter}" for code, letter in regions)
    cases = "\n".join(f"if (country == {code}) letter = '{letter}';" for code, letter in regions)
    body = cpp(
        """
        std::string name = title;
        while (!name.empty() && name.back() == ' ') name.pop_back();
        char letter = '?';
        @cases
        name += std::string(" (") + letter + ")";
        @version
        return name;
        """,
        cases=cases,
        version='if (version > 0) name += " (V1." + std::to_string(version) + ")";' if version else "@none",
    ).replace("@none\n", "")

    def oracle(title: str, country: int, version_: int = 0) -> str:
        parts = [title.rstrip(" "), f"({dict(regions).get(country, '?')})"]
        return " ".join(parts + ([f"(V1.{version_})"] if version_ else []))

    def given(r: random.Random) -> list[object]:
        name = r.choice(("ZELDA3", "MARIO WORLD", "F-ZERO", "A B"))
        out: list[object] = [name + " " * r.randrange(4), r.choice((*dict(regions), 13))]
        return [*out, r.choice((0, 0, 1, 2))] if version else out

    more = ' A version above 0 adds " (V1.n)" with n in decimal.' if version else ""
    return Made(
        f"std::string @f(const std::string& title, int country{', int version' if version else ''})",
        body,
        oracle,
        given,
        (
            f'Write a function that makes a file name of header fields: the title without the spaces at its end, a space, and the region in parentheses: {listed}, otherwise "?".{more}',
            f'"TITLE (U)" from title (right-trimmed) and country code ({listed}, else ?).{more}',
            f'How do I name dumps in the old GoodSNES way, such as "F-ZERO (U)"? Country codes: {listed}; a question mark for the others. The title loses its trailing blanks.{more}',
            f"My library view shows title and region: trim blanks on the right of the title and append the letter of the country ({listed}, unknown: ?) in parentheses.{more}",
        ),
    )


def chip_text(rng: random.Random) -> Made:
    chips = rng.sample(((0, "DSP"), (1, "SuperFX"), (2, "OBC1"), (3, "SA-1"), (4, "S-DD1")), 3)
    chips.sort()
    listed = ", ".join(f"{code} {name}" for code, name in chips)
    cases = "\n".join(f'case {code}: text += "+{name}"; break;' for code, name in chips)
    body = cpp(
        """
        const int low = type & 15;
        std::string text = "ROM";
        if (low >= 3) {
          switch (type >> 4) {
            @cases
            default: text += "+chip";
          }
        }
        if (low == 1 || low == 2 || low == 4 || low == 5) text += "+RAM";
        if (low == 2 || low == 5 || low == 6) text += "+battery";
        return text;
        """,
        cases=cases.replace("\n", "\n    "),
    )

    def oracle(type_: int) -> str:
        chip = dict(chips).get(type_ // 16, "chip")
        ends = {
            0: [],
            1: ["RAM"],
            2: ["RAM", "battery"],
            3: [chip],
            4: [chip, "RAM"],
            5: [chip, "RAM", "battery"],
            6: [chip, "battery"],
        }
        return "+".join(["ROM", *ends.get(type_ % 16, [chip])])

    return Made(
        "std::string @f(uint8_t type)",
        body,
        oracle,
        lambda r: [r.choice((0, 1, 2, 0x03, 0x05, 0x13, 0x15, 0x1A, 0x34, 0x35, 0x36, 0x43, 0xF3, r.randrange(256)))],
        (
            f'Write a function that describes the cartridge type byte of a SNES header as text. Its lower nibble: 0 "ROM", 1 "ROM+RAM", 2 "ROM+RAM+battery", 3 ROM and chip, 4 with RAM, 5 with RAM and battery, 6 chip and battery; 7 and more as 3. Parts are joined by "+" in the order ROM, chip, RAM, battery. The upper nibble names the chip ({listed}, else "chip") where there is one.',
            f'type byte -> "ROM", "ROM+RAM", "ROM+RAM+battery" (low nibble 0-2); 3 chip, 4 chip+RAM, 5 chip+RAM+battery, 6 chip+battery, 7-15 like 3, behind "ROM+"; chip by high nibble: {listed}, else chip',
            f'What is $35 at $FFD6? I want words: low nibble 0: ROM; 1: ROM+RAM; 2: ROM+RAM+battery; from 3 on there is a coprocessor right behind "ROM+" (high nibble {listed}, all others just "chip"), with +RAM for 4 and 5 and +battery for 5 and 6. 7 to 15 mean the chip alone.',
            f'Info box: spell out the hardware of a cartridge. High nibble = coprocessor ({listed}; else "chip"), but only if the low nibble is 3 or more. Low nibble 1, 2, 4, 5: "+RAM". 2, 5, 6: "+battery". It all begins with "ROM", the coprocessor comes next with its own plus sign, then RAM, then battery.',
        ),
    )


def fast_rom_sum(rng: random.Random) -> Made:
    base = rng.choice((0, 0x10))
    mode, comp, check = base + 5, base + 0xC, base + 0xE
    value = rng.choice(("fast", "any"))
    body = cpp(
        """
        const uint8_t old = rom[@mode];
        @set
        const uint16_t sum = (rom[@check] | rom[@check1] << 8) + rom[@mode] - old;
        rom[@check] = sum & 0xFF;
        rom[@check1] = sum >> 8;
        rom[@comp] = ~sum & 0xFF;
        rom[@comp1] = ~sum >> 8 & 0xFF;
        """.replace("@check1", "@{check}1")
        .replace("@comp1", "@{comp}1")
        .replace("@{check}1", "@checkb")
        .replace("@{comp}1", "@compb"),
        mode=mode,
        set="rom[@x] |= 0x10;".replace("@x", str(mode)) if value == "fast" else f"rom[{mode}] = value;",
        check=check,
        checkb=check + 1,
        comp=comp,
        compb=comp + 1,
    )

    def oracle(rom: list[int], new: int = 0) -> None:
        before = rom[mode]
        after = (before if before & 16 else before + 16) if value == "fast" else new
        total = (int.from_bytes(bytes(rom[check : check + 2]), "little") + after - before) % 65536
        rom[mode] = after
        rom[check : check + 2] = list(total.to_bytes(2, "little"))
        rom[comp : comp + 2] = list((65535 - total).to_bytes(2, "little"))

    def given(r: random.Random) -> list[object]:
        raw = bytearray(r.randbytes(base + 0x10))
        raw[mode] = r.choice((0x20, 0x21, 0x30, 0x31))
        raw[check : check + 2] = r.choice((b"\xff\xff", b"\xf8\xff", bytes(2), r.randbytes(2)))
        return [bytes(raw), r.choice((0x20, 0x30, 0x31, 0x25))] if value == "any" else [bytes(raw)]

    what = "sets bit 4 (FastROM) of the map mode byte" if value == "fast" else "replaces the map mode byte by `value`"
    return Made(
        f"void @f({BUFFER} rom{', uint8_t value' if value == 'any' else ''})",
        body,
        oracle,
        given,
        (
            f"Write a function that {what} at offset {mode} and keeps the checksum right without adding up the whole ROM: the 16-bit checksum at {check} changes by as much as the byte (wrapping), and the word at {comp} becomes its complement (all bits inverted). Both are little-endian.",
            f"{what} (rom[{mode}]), then checksum word at {check} += new - old (mod $10000), complement word at {comp} = checksum ^ $FFFF; LE",
            f"How do I change one header byte without breaking the checksum? The function {what}, at {mode}. A byte that grows by d raises the checksum by d, so adjust the little-endian word at offset {check} modulo 65536 and write its inverse to {comp}. Their old values are taken as correct.",
            f"My speed patch {what} (offset {mode} of this part of the ROM). Update the checksum incrementally: word at {check} plus the difference of the byte, wrapped to 16 bits; word at {comp} is then $FFFF minus that. Low bytes first.",
        ),
    )


def balance_byte(rng: random.Random) -> Made:
    way = rng.choice(("sum", "xor", "word"))
    goal = rng.choice((0, 0, 0xFF, 0x5A))
    if way == "word":
        goal = rng.choice((0, 0xFFFF, 0x5A5A))
        body = (
            "uint16_t sum = 0;\nfor (size_t i = 0; i + 1 < data.size(); i += 2)\n  if (i != at) sum += data[i] | data[i + 1] << 8;\n"
            + f"const uint16_t rest = {hexadecimal(goal)} - sum;\ndata[at] = rest & 0xFF;\ndata[at + 1] = rest >> 8;"
        )
    else:
        operator = "+=" if way == "sum" else "^="
        result = f"{hexadecimal(goal)} - check" if way == "sum" else f"{hexadecimal(goal)} ^ check"
        body = f"uint8_t check = 0;\nfor (size_t i = 0; i < data.size(); ++i)\n  if (i != at) check {operator} data[i];\ndata[at] = {result};"

    def oracle(data: list[int], at: int) -> None:
        if way == "word":
            data[at : at + 2] = [0, 0]
            total = sum(data[::2]) + 256 * sum(data[1::2])
            data[at : at + 2] = list(((goal - total) % 65536).to_bytes(2, "little"))
            return
        for value in range(256):
            data[at] = value
            seen = sum(data) % 256 if way == "sum" else 0
            if way == "xor":
                for one in data:
                    seen ^= one
            if seen == goal:
                return

    def given(r: random.Random) -> list[object]:
        data = r.randbytes(2 * r.randrange(2, 10))
        return [data, 2 * r.randrange(len(data) // 2) if way == "word" else r.randrange(len(data))]

    said = {
        "sum": f"all bytes add up to 0x{goal:02X} modulo 256",
        "xor": f"all bytes XORed give 0x{goal:02X}",
        "word": f"all its little-endian words (at even offsets) add up to 0x{goal:04X} modulo 65536",
    }[way]
    place = "the word at the even offset `at`" if way == "word" else "the byte at `at`"
    return Made(
        f"void @f({BUFFER} data, size_t at)",
        body,
        oracle,
        given,
        (
            f"Write a function that sets {place} so that {said}, this {'word' if way == 'word' else 'byte'} included. Nothing else changes{'; the size is even' if way == 'word' else ''}.",
            f"choose {place} such that {said}",
            f"How do I make a block pass the game's check? It only tests whether {said}. I have {place} to spare: give it the value that does it{' (an even number of bytes)' if way == 'word' else ''}.",
            f"After editing, {place} must compensate: afterwards {said}. Its old content is irrelevant, everything else has to stay.",
        ),
    )


def rats_size(rng: random.Random) -> Made:
    body = cpp(
        """
        if (at + 8 > rom.size()) return -1;
        if (rom[at] != 'S' || rom[at + 1] != 'T' || rom[at + 2] != 'A' || rom[at + 3] != 'R') return -1;
        const int size = rom[at + 4] | rom[at + 5] << 8;
        if ((size ^ (rom[at + 6] | rom[at + 7] << 8)) != 0xFFFF) return -1;
        return @result;
        """,
        result="size + 1" if (plain := rng.random() < 0.5) else "at + 8 + size + 1",
    )
    if not plain:
        body = body.replace("return at + 8 + size + 1;", "return static_cast<int>(at) + size + 9;")

    def oracle(rom: list[int], at: int) -> int:
        tag = bytes(rom[at : at + 8])
        size = int.from_bytes(tag[4:6], "little")
        if tag != b"STAR" + size.to_bytes(2, "little") + (65535 - size).to_bytes(2, "little"):
            return -1
        return size + 1 if plain else at + size + 9

    def given(r: random.Random) -> list[object]:
        size = r.choice((0, 1, 255, 256, 0x1234, 65535))
        before = r.randrange(5)
        tag = b"STAR" + size.to_bytes(2, "little") + (65535 - size).to_bytes(2, "little")
        tag = r.choice((tag, tag, tag, tag[:5], tag[:7] + bytes([tag[7] ^ 1]), b"STAB" + tag[4:]))
        return [
            r.randbytes(before) + tag + (r.randbytes(3) if len(tag) == 8 else b""),
            r.choice((before, before, before, before + 1)),
        ]

    goal = (
        "how many bytes it protects"
        if plain
        else "the offset right behind the data it protects (8 bytes of tag, then the data)"
    )
    return Made(
        f"int @f({BYTES} rom, size_t at)",
        body,
        oracle,
        given,
        (
            f'Write a function that reads a RATS tag at offset `at` and returns {goal}, or -1 if there is no valid one. A tag is the letters "STAR", the number of protected bytes minus one as a little-endian word, and this word with all bits inverted. The protected data may lie partly outside of `rom`.',
            f'RATS tag at rom[at] ("STAR", size - 1, ~(size - 1)): {goal}; -1 if invalid or cut off; the data needn\'t be inside',
            f"How do tools like Lunar Magic know what is in use? By RATS tags. Check one at `at`: STAR, then a word (size minus 1, low byte first), then the complement of that word. If all 8 bytes fit, tell me {goal}, otherwise -1.",
            f"Free-space tool: does a RATS tag begin at `at`? Eight bytes: S T A R, word n (LE), word n XOR $FFFF; it guards n + 1 bytes behind itself. Result: {goal}; no tag, a damaged or an incomplete one: -1. Don't check that the guarded bytes exist.",
        ),
    )


def rats_blocks(rng: random.Random) -> Made:
    wanted = rng.choice(("starts", "total", "erase"))
    fill = rng.choice((0, 0xFF))
    head = {"starts": "std::vector<int> result;", "total": "int result = 0;", "erase": "int result = 0;"}[wanted]
    step = {
        "starts": "result.push_back(at);",
        "total": "result += size;",
        "erase": f"std::fill_n(rom.begin() + at, 8 + size, {hexadecimal(fill) if fill else 0});\n    ++result;",
    }[wanted]
    body = cpp(
        """
        @head
        size_t at = 0;
        while (at + 8 < rom.size()) {
          const size_t size = (rom[at + 4] | rom[at + 5] << 8) + 1;
          const bool tag = rom[at] == 'S' && rom[at + 1] == 'T' && rom[at + 2] == 'A' && rom[at + 3] == 'R' &&
                           (rom[at + 4] ^ rom[at + 6]) == 0xFF && (rom[at + 5] ^ rom[at + 7]) == 0xFF;
          if (!tag || at + 8 + size > rom.size()) {
            ++at;
            continue;
          }
          @step
          at += 8 + size;
        }
        return result;
        """,
        head=head,
        step=step.replace("\n    ", "\n  "),
    )

    def oracle(rom: list[int]) -> object:
        raw, found, at = bytes(rom), [], 0
        while (at := raw.find(b"STAR", at)) >= 0:
            size = int.from_bytes(raw[at + 4 : at + 6], "little")
            fits = raw[at + 6 : at + 8] == (65535 - size).to_bytes(2, "little") and at + 9 + size <= len(raw)
            if fits:
                found.append((at, size + 1))
            at += 9 + size if fits else 1
        if wanted == "erase":
            for start, size in found:
                rom[start : start + 8 + size] = [fill] * (8 + size)
        return (
            [start for start, _ in found]
            if wanted == "starts"
            else sum(size for _, size in found)
            if wanted == "total"
            else len(found)
        )

    def given(r: random.Random) -> list[bytes]:
        out = r.randbytes(r.randrange(4))
        for _ in range(r.randrange(4)):
            data = r.choice((r.randbytes(r.randrange(1, 9)), b"STAR\0\0\xff\xff\1"))
            size = len(data) - 1
            tag = b"STAR" + size.to_bytes(2, "little") + (65535 - size).to_bytes(2, "little")
            out += r.choice((tag, tag, tag, tag[:6] + b"\1\2", b"STA")) + data + r.randbytes(r.randrange(3))
        return [r.choice((out, out, out[:-1]))]

    goal = {
        "starts": "returns the offsets of their tags, ascending",
        "total": "returns how many bytes they protect together (tags not counted)",
        "erase": f"frees them all, that is, overwrites tag and data with {hexadecimal(fill)}, and returns how many there were",
    }[wanted]
    returns = "std::vector<int>" if wanted == "starts" else "int"
    return Made(
        f"{returns} @f({BUFFER if wanted == 'erase' else BYTES} rom)",
        body,
        oracle,
        given,
        (
            f'Write a function that finds the RATS-protected blocks of a ROM and {goal}. A block is a tag of 8 bytes ("STAR", the data size minus one as a little-endian word, the same word inverted) and the data, which must be completely inside the ROM. Search from the start at every offset, but go on behind a block that was found: tags inside of its data do not count.',
            f'scan for RATS blocks ("STAR", n, ~n, n + 1 bytes; LE words; all of it in the ROM), skipping the inside of each; the function {goal}',
            f"What has been inserted into this hack? Blocks carry RATS tags: STAR, word (length - 1), complement of the word, then the data. Write the scanner; it {goal}. Any offset can be a start, invalid or cut-off ones are passed over byte by byte, and after a good one the scan continues at its end.",
            f"Clean-up for old patches that used RATS. The function {goal}. Tag: 53 54 41 52, size - 1 (low, high), both bytes inverted. A tag counts only if all its data are there; inside such data nothing is looked for.",
        ),
    )


def place_blocks(rng: random.Random) -> Made:
    bank = rng.choice((64, 100, 256))
    best = rng.random() < 0.4
    if best:
        choose = "if (used[b] + size <= @bank && (best < 0 || used[b] > used[best])) best = b;"
    else:
        choose = "if (best < 0 && used[b] + size <= @bank) best = b;"
    body = cpp(
        """
        std::vector<int> offsets;
        for (int size : sizes) {
          int best = -1;
          for (int b = 0; b < static_cast<int>(used.size()); ++b)
            @choose
          offsets.push_back(best < 0 ? -1 : best * @bank + used[best]);
          if (best >= 0) used[best] += size;
        }
        return offsets;
        """.replace("@choose", choose),
        bank=bank,
    )

    def oracle(sizes: list[int], used: list[int]) -> list[int]:
        room = [bank - one for one in used]
        out = []
        for size in sizes:
            fitting = [b for b, left in enumerate(room) if left >= size]
            if not fitting:
                out.append(-1)
                continue
            b = min(fitting, key=lambda i: (room[i] if best else 0, i))
            out.append((b + 1) * bank - room[b])
            room[b] -= size
        used[:] = [bank - left for left in room]
        return out

    def given(r: random.Random) -> list[object]:
        used = [r.randrange(bank + 1) for _ in range(r.randrange(1, 4))]
        return [
            [
                r.choice((1, bank // 2, bank // 4, bank - used[0] or 1, r.randrange(1, bank + 1)))
                for _ in range(r.randrange(6))
            ],
            used,
        ]

    rule = (
        "the bank in which it leaves the least room (the lowest of several)"
        if best
        else "the lowest bank in which it fits"
    )
    return Made(
        "std::vector<int> @f(const std::vector<int>& sizes, std::vector<int>& used)",
        body,
        oracle,
        given,
        (
            f"Write a function that distributes blocks over the free ends of banks. A bank has {bank} bytes; used[b] of them, from its start, are taken. Each block, in the order given, goes to {rule}, right behind what is used there; no block may cross a bank's end. Return each block's offset (bank * {bank} + place), or -1 if it fits nowhere, and update `used`.",
            f"{'best' if best else 'first'} fit into banks of {bank} bytes with used[b] bytes taken: offset for each size, or -1; used[] is updated",
            f"How do I find room for my compressed maps? No map may cross a border between banks ({bank} bytes each), and bank b is filled up to used[b]. One after the other, put each in {rule}. Give me the offsets (counted from bank 0), -1 for those that fit in no bank, and raise used[b] as you go.",
            f"Allocation for the build: every chunk is placed at the end of the used part of a {bank}-byte bank, chosen as {rule}. Chunks keep their order, what doesn't fit gets -1, and `used` must be right afterwards.",
        ),
    )


def changed_banks(rng: random.Random) -> Made:
    size = rng.choice((8, 16, 32))
    wanted = rng.choice(("list", "text"))
    body = cpp(
        """
        std::vector<int> banks;
        for (size_t start = 0; start < after.size(); start += @size) {
          const size_t end = std::min<size_t>(start + @size, after.size());
          bool same = end <= before.size();
          for (size_t i = start; same && i < end; ++i) same = before[i] == after[i];
          if (!same) banks.push_back(start / @size);
        }
        """,
        size=size,
    )
    if wanted == "list":
        body += "\nreturn banks;"
    else:
        body += '\nstd::string text;\nfor (int bank : banks) {\n  char hex[8];\n  snprintf(hex, sizeof hex, "%02X", bank);\n  text += (text.empty() ? "" : " ") + std::string(hex);\n}\nreturn text;'

    def oracle(before: list[int], after: list[int]) -> object:
        count = -(-len(after) // size)
        changed = [
            b for b in range(count) if before[b * size :][: len(after[b * size :][:size])] != after[b * size :][:size]
        ]
        return changed if wanted == "list" else " ".join(f"{b:02X}" for b in changed)

    def given(r: random.Random) -> list[bytes]:
        before = r.randbytes(size * r.randrange(1, 5) + r.choice((0, 0, 3)))
        after = bytearray(before)
        for _ in range(r.randrange(3)):
            after[r.randrange(len(after))] ^= 1
        return [before, bytes(after) + r.choice((b"", b"", r.randbytes(r.randrange(1, 2 * size))))]

    form = (
        "their numbers, ascending"
        if wanted == "list"
        else "their numbers as text, two upper-case hexadecimal digits each, separated by single spaces"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'list' else 'std::string'} @f({BYTES} before, {BYTES} after)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds the banks of {size} bytes in which two images differ and returns {form}. `after` is at least as long as `before`; a bank with bytes that only `after` has counts as changed. The last bank may be incomplete.",
            f"changed {size}-byte banks (including those with added bytes; after.size() >= before.size()) -> {form}",
            f"Which banks did my patch touch? Compare old and new image bank by bank ({size} bytes; the last may be shorter). The new one may have grown, and everything beyond the old end is a change. I want {form}.",
            f"To reflash only what is needed: {form}, of all {size}-byte banks of `after` that aren't the same in `before`, be it that a byte differs or that `before`, never the longer one, ends earlier.",
        ),
    )


def mirrored_byte(rng: random.Random) -> Made:
    unit = rng.choice((4, 8, 16))
    body = cpp(
        """
        size_t whole = @unit;
        while (whole * 2 <= rom.size()) whole *= 2;
        const size_t rest = rom.size() - whole;
        if (rest == 0) return rom[address % whole];
        address %= 2 * whole;
        return address < whole ? rom[address] : rom[whole + (address - whole) % rest];
        """,
        unit=unit,
    )

    def oracle(rom: list[int], address: int) -> int:
        if len(rom) < unit or address < 0:
            raise ValueError("small")
        whole = max(unit << n for n in range(20) if unit << n <= len(rom))
        rest = rom[whole:]
        image = rom[:whole] + (rest * (whole // len(rest)) if rest else [])
        return image[address % len(image)]

    def given(r: random.Random) -> list[object]:
        whole = unit * r.choice((1, 2, 4))
        rest = r.choice([0, *(whole >> n for n in range(1, 4) if whole >> n)])
        return [
            r.randbytes(whole + rest),
            r.choice((0, whole - 1, whole, whole + rest, 2 * whole - 1, 2 * whole + 1, r.randrange(6 * whole))),
        ]

    return Made(
        f"uint8_t @f({BYTES} rom, uint32_t address)",
        body,
        oracle,
        given,
        (
            f"Write a function that reads a byte of a ROM whose size may not be a power of two. Let w be the largest power of two not above the size (which is at least {unit}); if there is a rest behind the first w bytes, whose size divides w, it is repeated until it fills another w bytes. The image made in that way, w or 2 * w bytes long, is repeated without end; return the byte at `address` of it.",
            f"mirrored read: w = largest power of two <= size (size >= {unit}); rest = size - w (0 or a divisor of w) repeats to fill w bytes behind the first w; the whole repeats. -> byte at `address`",
            f"How is a 3 MB ROM (2 + 1) mirrored? The first part has w bytes, a power of two as large as possible; what is left over is seen again and again in the next w bytes, and then all starts over. With no rest, the w bytes alone repeat. I want what the console reads at `address`. (No ROM is below {unit} bytes, and the rest always divides w.)",
            f"Emulate address lines that aren't connected: the size of `rom` is w, or w plus a smaller power of two (w a power of two too, {unit} or more in all). Addresses wrap at w, or at 2 * w if there is a second part, which fills the upper half by repetition.",
        ),
    )


def vectors_that_fail(rng: random.Random) -> Made:
    names = ("COP", "BRK", "ABORT", "NMI", "reset", "IRQ")
    chosen = sorted(rng.sample(range(6), rng.randrange(3, 6)))
    zero = rng.random() < 0.5
    array = ", ".join(f'{{"{names[i]}", {4 + 2 * i}}}' for i in chosen)
    test = "address < 0x8000" + (" || address == 0xFFFF" if not zero else "")
    body = cpp(
        """
        static const std::pair<const char*, int> vectors[] = {@array};
        std::string text;
        for (const auto& [name, at] : vectors) {
          const int address = table[at] | table[at + 1] << 8;
          if (!(@test)) continue;
          if (!text.empty()) text += ',';
          text += name;
        }
        return text;
        """,
        array=array,
        test=test,
    )
    if zero:
        body = body.replace("if (!(address < 0x8000)) continue;", "if (address >= 0x8000) continue;")

    def oracle(table: list[int]) -> str:
        bad = []
        for i in chosen:
            high, low = table[5 + 2 * i], table[4 + 2 * i]
            if high < 0x80 or (not zero and high == low == 0xFF):
                bad.append(names[i])
        return ",".join(bad)

    def given(r: random.Random) -> list[bytes]:
        return [
            r.randbytes(4)
            + b"".join(r.choice((0x8000, 0xFFFF, 0, 0x7FFF, 0xFF00, 0x80C9)).to_bytes(2, "little") for _ in range(6))
        ]

    places = ", ".join(f"{names[i]} {4 + 2 * i}" for i in chosen)
    bad = "below $8000" + ("" if zero else " or $FFFF")
    return Made(
        f"std::string @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that names the interrupt vectors that cannot be right. `table` is 16 bytes; the vectors are little-endian words at these offsets: {places}. One is wrong if it is {bad}. Return the names of the wrong ones in this order, joined by commas.",
            f'vector table check: {places} (offset of the LE word); report those {bad} as "A,B"',
            f"Why does my ROM not boot? Check the vectors (offsets in the 16 bytes: {places}; words, low byte first) and give me the names of those that are {bad}, with a comma between two; nothing wrong, empty text.",
            f"Header panel: list bad vectors, comma-separated and without spaces. They are read from a 16-byte table: {places}. Bad means {bad}. Names as written here, in this order.",
        ),
    )


def free_place_with_guard(rng: random.Random) -> Made:
    fill, align = rng.choice((0xFF, 0x00)), rng.choice((2, 4, 8))
    guard = rng.choice((1, 2))
    body = cpp(
        """
        size_t run = 0;
        for (size_t i = 0; i < rom.size(); ++i) {
          run = rom[i] == @fill ? run + 1 : 0;
          const size_t start = i + 1 - run + @guard;
          const size_t place = (start + @up) / @align * @align;
          if (run > 0 && i + 1 >= place + length) return place;
        }
        return -1;
        """,
        fill=hexadecimal(fill) if fill else 0,
        guard=guard,
        up=align - 1,
        align=align,
    )

    def oracle(rom: list[int], length: int) -> int:
        for place in range(0, len(rom), align):
            span = rom[max(place - guard, 0) : place + length]
            if place >= guard and place + length <= len(rom) and set(span) == {fill}:
                return place
        return -1

    def given(r: random.Random) -> list[object]:
        out = b""
        for _ in range(r.randrange(1, 5)):
            out += bytes(r.choice((1, 2)) for _ in range(r.randrange(4))) + bytes([fill]) * r.randrange(12)
        return [out, r.randrange(1, 8)]

    return Made(
        f"int @f({BYTES} rom, size_t length)",
        body,
        oracle,
        given,
        (
            f"Write a function that finds free space: the lowest offset that is a multiple of {align}, from which `length` bytes (at least 1) are all 0x{fill:02X}, and before which {'the byte is' if guard == 1 else f'{guard} bytes are'} 0x{fill:02X} too, since {'it' if guard == 1 else 'they'} may belong to the data in front. Return -1 if there is none.",
            f"lowest {align}-aligned p with rom[p - {guard} .. p + length) all ${fill:02X} (p >= {guard}, inside the ROM), else -1",
            f"How do I find room for `length` bytes without biting off the end of somebody's table? Runs of ${fill:02X} are free, except for {'their first byte' if guard == 1 else f'their first {guard} bytes'}, which could be data. I need the first aligned ({align}) offset where everything fits, or -1.",
            f"Free-space finder with a safety margin: of each run of ${fill:02X} skip {guard} byte{'s' * (guard > 1)}, align up to {align}, and see whether `length` (1 or more) bytes of the run are left. First success counts; none: -1.",
        ),
    )


def fullest_bank(rng: random.Random) -> Made:
    size, fill = rng.choice((8, 16, 20)), rng.choice((0xFF, 0))
    wanted = rng.choice(("emptiest", "percent"))
    if wanted == "percent":
        body = f"std::vector<int> percent;\nfor (size_t start = 0; start + {size} <= rom.size(); start += {size}) {{\n  const int used = {size} - std::count(rom.begin() + start, rom.begin() + start + {size}, {fill});\n  percent.push_back((used * 100 + {size - 1}) / {size});\n}}\nreturn percent;"
    else:
        body = f"int best = -1, most = 0;\nfor (size_t start = 0; start + {size} <= rom.size(); start += {size}) {{\n  const int spare = std::count(rom.begin() + start, rom.begin() + start + {size}, {fill});\n  if (spare > most) {{\n    best = start / {size};\n    most = spare;\n  }}\n}}\nreturn best;"

    def oracle(rom: list[int]) -> object:
        banks = [rom[i : i + size] for i in range(0, len(rom) - size + 1, size)]
        if wanted == "percent":
            return [-(-100 * sum(one != fill for one in bank) // size) for bank in banks]
        spare = [bank.count(fill) for bank in banks]
        return spare.index(max(spare)) if any(spare) else -1

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(1, 5)):
            used = r.choice((0, 1, size, r.randrange(size)))
            out += bytes(r.randrange(1, 255) for _ in range(used)) + bytes([fill]) * (size - used)
        return [out + r.choice((b"", bytes([fill]) * 3))]

    goal = (
        "for each bank what percentage of it is used, rounded up"
        if wanted == "percent"
        else "the number of the bank with the most free bytes (the lowest of several; -1 if no bank has one)"
    )
    return Made(
        f"{'std::vector<int>' if wanted == 'percent' else 'int'} @f({BYTES} rom)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks at the whole banks of {size} bytes in a ROM and returns {goal}. A byte counts as free if it is {hexadecimal(fill)}, wherever it is in the bank.",
            f"{size}-byte banks, free = bytes equal to ${fill:02X}: {goal}; ignore an incomplete last bank",
            f"Where is space left? A free byte is ${fill:02X}, no matter where. Of all complete banks ({size} bytes each, numbered from 0) tell me {goal}.",
            f"Overview page: {goal}. Banks have {size} bytes, ${fill:02X} is taken for empty, and a rest at the end of the file is no bank.",
        ),
    )


RECIPES = (
    header_score,
    release_name,
    chip_text,
    fast_rom_sum,
    balance_byte,
    rats_size,
    rats_blocks,
    place_blocks,
    changed_banks,
    mirrored_byte,
    vectors_that_fail,
    free_place_with_guard,
    fullest_bank,
)
