"""Tables of the graphics hardware: HDMA lists, sprites in OAM, tile words in map tables, palettes in memory."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "tile properties"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


WORD_SAID = "a tile word has the tile number in bits 0-9, the palette in bits 10-12, priority in bit 13, horizontal flip in bit 14 and vertical flip in bit 15"


def _split(word: int) -> list[int]:
    """Tile number, palette, priority, flips of a tile word, taken from its binary digits."""
    digits = f"{word:016b}"
    return [int(digits[6:], 2), int(digits[3:6], 2), int(digits[2], 2), int(digits[1], 2), int(digits[0], 2)]


def _join(number: int, palette: int, priority: int, across: int, down: int) -> int:
    return int(f"{down}{across}{priority}{palette:03b}{number:010b}", 2)


def _words(r: random.Random, count: int) -> list[int]:
    return [r.choice((r.getrandbits(16), r.getrandbits(16), 0, 0xFFFF)) for _ in range(count)]


# HDMA


def hdma_table_of_lines(rng: random.Random) -> Made:
    unit = rng.choice((1, 1, 2))
    most = rng.choice((127, 127, 100, 64))
    kind = "uint8_t" if unit == 1 else "uint16_t"
    out = (
        "table.push_back(lines[at]);"
        if unit == 1
        else "table.push_back(lines[at] & 0xFF);\n  table.push_back(lines[at] >> 8);"
    )
    body = cpp(
        """
        std::vector<uint8_t> table;
        for (size_t at = 0; at < lines.size();) {
          size_t count = 1;
          while (count < @most && at + count < lines.size() && lines[at + count] == lines[at]) ++count;
          table.push_back(count);
          @out
          at += count;
        }
        table.push_back(0);
        return table;
        """,
        most=most,
        out=out.replace("\n", "\n  "),
    )

    def oracle(lines: list[int]) -> list[int]:
        runs: list[list[int]] = []
        for one in lines:
            if runs and runs[-1][1] == one and runs[-1][0] < most:
                runs[-1][0] += 1
            else:
                runs.append([1, one])
        return [byte for count, value in runs for byte in (count, *value.to_bytes(unit, "little"))] + [0]

    def given(r: random.Random) -> list[list[int]]:
        out: list[int] = []
        for _ in range(r.randrange(0, 5)):
            out += [r.randrange(1 << 8 * unit)] * r.choice((1, 2, most - 1, most, most + 1, r.randrange(1, 140)))
        return [out]

    value = "byte" if unit == 1 else "word (low byte first)"
    return Made(
        f"std::vector<uint8_t> @f(const std::vector<{kind}>& lines)",
        body,
        oracle,
        given,
        (
            f"Write a function that builds an HDMA table from one value per scanline. An entry is a line count byte and the {value} for these lines; equal neighbours share an entry, but no count exceeds {most}: a longer run takes as many full entries as it needs. A zero byte ends the table.",
            f"How do I compress a list of per-line values into a direct HDMA table? Entry: count (1 to {most}), then the {value}. Runs of equal values are merged greedily from the top; finish with 00.",
            f"lines -> {{count, {'value' if unit == 1 else 'lo, hi'}}}*, 00; count = length of the run of equal values, cut every {most} lines",
            f"The gradient editor has a value for every line of the screen. For HDMA I need (count, {value}) entries, as few as possible from top to bottom with at most {most} lines each, and a terminating 0. No lines, just the 0.",
            f"Make the HDMA list of a register effect: run lengths of `lines`, each run in pieces of up to {most}, every piece as its length byte and the {value}; end byte 0.",
        ),
    )


def hdma_value_at(rng: random.Random) -> Made:
    unit = rng.choice((1, 2))
    outside = rng.choice(("-1", "0"))
    read = "table[at + 1]" if unit == 1 else "table[at + 1] | table[at + 2] << 8"
    body = cpp(
        """
        int top = 0;
        for (size_t at = 0; at < table.size() && table[at] != 0; at += @size) {
          top += table[at];
          if (line < top) return @read;
        }
        return @outside;
        """,
        size=unit + 1,
        read=read,
        outside=outside,
    )

    def oracle(table: list[int], line: int) -> int:
        lines: list[int] = []
        rest = list(table)
        while rest and rest[0]:
            lines += [int.from_bytes(bytes(rest[1 : 1 + unit]), "little")] * rest[0]
            rest = rest[1 + unit :]
        return lines[line] if line < len(lines) else int(outside)

    def given(r: random.Random) -> list[object]:
        entries = [
            (r.choice((1, 2, 0x20, 0x7F, r.randrange(1, 128))), r.randbytes(unit)) for _ in range(r.randrange(0, 5))
        ]
        total = sum(count for count, _ in entries)
        table = b"".join(bytes([count]) + value for count, value in entries) + b"\0" + r.choice((b"", b"\x05\x06\x07"))
        return [table, r.choice((0, max(0, total - 1), total, r.randrange(total + 2)))]

    value = "byte" if unit == 1 else "little-endian word"
    return Made(
        f"int @f({BYTES} table, int line)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells which value an HDMA table sets on scanline `line` (0 is the first). Entries have a line count (1-127, never in repeat mode) and a {value}; each holds for that many lines, the next entry follows below. A count of 0 ends the table, and beyond it the result is {outside}.",
            f"How do I look up a scanline in a direct HDMA table? {unit + 1} bytes an entry: count, {value}. 00 terminates. A line behind the last entry gives {outside}.",
            f"value of the entry with sum(counts before) <= line < sum(counts up to it); {{count, {value}}}*, 00; else {outside}",
            f"Hovering over a line of the preview shall show what HDMA writes there. The table has entries of count and {value} (bit 7 of the count is never set) until a count of 0; return {outside} if the line is not covered.",
            f"HDMA lookup: walk down the counts until they exceed `line`, return that entry's {value}; {outside} at the end mark.",
        ),
    )


def hdma_indirect(rng: random.Random) -> Made:
    what = rng.choice(("pointers", "lines"))
    if what == "pointers":
        body = "std::vector<uint16_t> pointers;\nfor (size_t at = 0; table[at] != 0; at += 3) pointers.push_back(table[at + 1] | table[at + 2] << 8);\nreturn pointers;"
    else:
        body = "int lines = 0;\nfor (size_t at = 0; table[at] != 0; at += 3) lines += table[at] <= 0x80 ? table[at] : table[at] - 0x80;\nreturn lines;"

    def oracle(table: list[int]) -> object:
        entries = []
        rest = list(table)
        while rest[0]:
            entries.append((rest[0], rest[1] + 256 * rest[2]))
            rest = rest[3:]
        if what == "pointers":
            return [pointer for _, pointer in entries]
        return sum(count if count == 128 else count % 128 for count, _ in entries)

    def given(r: random.Random) -> list[bytes]:
        entries = [
            bytes([r.choice((1, 0x7F, 0x80, 0x81, 0xFF, r.randrange(1, 256)))]) + r.randbytes(2)
            for _ in range(r.randrange(0, 6))
        ]
        return [b"".join(entries) + b"\0" + r.randbytes(2)]

    wanted = (
        "all the addresses, in order"
        if what == "pointers"
        else "how many scanlines the table covers: a count from 0x01 to 0x80 stands for that many lines, one from 0x81 to 0xFF for count - 0x80 lines"
    )
    return Made(
        f"{'std::vector<uint16_t>' if what == 'pointers' else 'int'} @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that goes through an indirect HDMA table (entries: a line count byte and a little-endian 16-bit address; a count of 0 ends it, and it always does end) and returns {wanted}.",
            f"How do I read an indirect HDMA table? Three bytes an entry: count, address low, address high, until a count of 00. I need {wanted}.",
            f"{{count, lo, hi}}* until count = 0; result: {wanted}",
            f"My HDMA viewer understands direct tables only. For indirect ones, with a count and a two-byte address (low byte first) per entry and a zero count at the end, return {wanted}. Bytes behind the end mean nothing.",
        ),
    )


# OAM


def oam_entry(rng: random.Random) -> Made:
    struct = Struct(
        rng.choice(("Sprite", "Oam", "ObjInfo")),
        (("int", "x"), ("int", "y"), ("int", "tile"), ("int", "palette"), ("int", "priority"), ("bool", "large")),
    )
    names = tuple(name for _, name in struct.fields)
    signed = rng.random() < 0.6
    body = cpp(
        """
        int at = index * 4;
        int high = oam[512 + index / 4] >> (index % 4 * 2) & 3;
        int x = oam[at] | (high & 1) << 8;
        @sign
        int attributes = oam[at + 3];
        return {x, oam[at + 1], oam[at + 2] | (attributes & 1) << 8, attributes >> 1 & 7, attributes >> 4 & 3, (high & 2) != 0};
        """,
        sign="if (x >= 256) x -= 512;" if signed else "",
    ).replace("\n\n", "\n")

    def oracle(oam: list[int], index: int) -> Record:
        low, y, tile, attributes = oam[4 * index : 4 * index + 4]
        bits = "".join(f"{byte:08b}"[::-1] for byte in oam[512:544])
        x = low + 256 * int(bits[2 * index])
        digits = f"{attributes:08b}"
        return Record(
            names,
            (
                x - 512 if signed and x > 255 else x,
                y,
                tile + 256 * int(digits[7]),
                int(digits[4:7], 2),
                int(digits[2:4], 2),
                bits[2 * index + 1] == "1",
            ),
        )

    range_said = "x is signed (values from 256 on mean x - 512)" if signed else "x is 0 to 511"
    return Made(
        f"{struct.name} @f({BYTES} oam, int index)",
        body,
        oracle,
        lambda r: [r.randbytes(544), r.choice((0, 1, 2, 3, 127, r.randrange(128)))],
        (
            f"Write a function that reads sprite `index` of a 544-byte OAM image. Its four bytes at index * 4 are x low, y, tile low, attributes (bit 0: tile bit 8, bits 1-3: palette, bits 4-5: priority). From byte 512 on there are two bits for each sprite, four sprites a byte, the lowest first: x bit 8, then the size flag; {range_said}.",
            f"How do I decode an OAM entry? Low table: 4 bytes a sprite (x, y, tile, vhoopppc: c is the tile's ninth bit, ppp palette, oo priority). High table at 512: byte 512 + index / 4, bits (index % 4) * 2 = x bit 8 and the bit above it = large. {range_said.capitalize()}.",
            f"oam[4i..4i+3] = x, y, tile, vhoopppc; h = oam[512 + i/4] >> 2(i%4); x |= (h & 1) << 8; large = h & 2; tile |= c << 8; {range_said}",
            f"For the sprite list of my debugger I need one OAM entry as a struct: position, 9-bit tile number, palette, priority and size flag ('large'). 512 bytes hold x, y, tile, attributes (lowest bit: tile number's top bit; then 3 bits palette, 2 bits priority); the last 32 hold 2 bits a sprite from the low end of each byte, x's ninth bit and the size. As to x, {range_said}.",
        ),
        (struct,),
    )


def set_oam_position(rng: random.Random) -> Made:
    large = rng.random() < 0.5
    more = ", bool large" if large else ""
    mask = 3 if large else 1
    value = "(x >> 8 & 1)" + (" | (large ? 2 : 0)" if large else "")
    body = cpp(
        """
        oam[index * 4] = x & 0xFF;
        oam[index * 4 + 1] = y & 0xFF;
        uint8_t& high = oam[512 + index / 4];
        int shift = index % 4 * 2;
        high = (high & ~(@mask << shift)) | (@value) << shift;
        """,
        mask=mask,
        value=value,
    )

    def oracle(oam: list[int], index: int, x: int, y: int, big: bool = False) -> None:
        oam[4 * index : 4 * index + 2] = [x % 256, y % 256]
        byte, place = divmod(index, 4)
        pairs = [oam[512 + byte] // 4**i % 4 for i in range(4)]
        ninth = x % 512 // 256
        pairs[place] = ninth + 2 * (int(big) if large else pairs[place] // 2)
        oam[512 + byte] = sum(pair * 4**i for i, pair in enumerate(pairs))

    def given(r: random.Random) -> list[object]:
        return [
            r.randbytes(544),
            r.choice((0, 1, 2, 3, r.randrange(128))),
            r.choice((-1, -8, 255, 256, 511, r.randrange(-64, 256))),
            r.choice((0, 224, -1, r.randrange(240))),
            *([r.random() < 0.5] if large else []),
        ]

    size = "its size flag (the bit above) becomes `large`" if large else "its size flag (the bit above) stays"
    return Made(
        f"void @f({BUFFER} oam, int index, int x, int y{more})",
        body,
        oracle,
        given,
        (
            f"Write a function that moves sprite `index` (0-127) in a 544-byte OAM image. The low byte of x goes to index * 4, the low byte of y behind it; bit 8 of x (two's complement, x may be negative) to bit (index % 4) * 2 of byte 512 + index / 4; {size}. Nothing else changes.",
            f"How do I put a sprite at (x, y) in an OAM buffer? oam[4i] = x & 255, oam[4i + 1] = y & 255; the high table at 512 has two bits a sprite, four sprites in a byte from the lowest bits up: the ninth bit of x first, and {size}.",
            f"oam[4i] = x; oam[4i+1] = y; bit 2(i % 4) of oam[512 + i/4] = x bit 8; {size}; all else unchanged",
            f"Dragging a sprite writes to my copy of OAM: 128 sprites of four bytes (x, y first), then 32 bytes with 2 bits each, sprite 0 in the lowest two bits of the first. A sprite left of the screen has a negative x: its 9-bit two's complement is stored. And {size}.",
        ),
    )


def hide_sprites(rng: random.Random) -> Made:
    line = rng.choice((0xF0, 0xE0, 0xF8))
    which = rng.choice(("range", "tile"))
    if which == "range":
        inside, more = "i >= first && i < first + count", "int first, int count"
    else:
        inside, more = "(oam[i * 4 + 2] | (oam[i * 4 + 3] & 1) << 8) == tile", "int tile"
    body = cpp(
        """
        int hidden = 0;
        for (int i = 0; i < 128; ++i)
          if (@inside) {
            if (oam[i * 4 + 1] != @line) ++hidden;
            oam[i * 4 + 1] = @line;
          }
        return hidden;
        """,
        inside=inside,
        line=hexadecimal(line),
    )

    def oracle(oam: list[int], first: int, count: int = 0) -> int:
        before = list(oam)
        for at in range(0, 512, 4):
            number = oam[at + 2] + 256 * (oam[at + 3] % 2)
            if number == first if which == "tile" else at // 4 in range(first, first + count):
                oam[at + 1] = line
        return sum(a != b for a, b in zip(before, oam, strict=True))

    def given(r: random.Random) -> list[object]:
        image = bytearray(r.randbytes(544))
        for i in range(128):
            image[4 * i + 2] &= 3
            if r.random() < 0.2:
                image[4 * i + 1] = line
        if which == "tile":
            return [bytes(image), r.choice((0, 1, 0x102, 0x103, r.randrange(512)))]
        return [bytes(image), r.choice((0, 100, r.randrange(128))), r.choice((0, 1, 28, 200))]

    who = (
        "`count` sprites from number `first` on (as far as they exist: there are 128)"
        if which == "range"
        else "all sprites whose 9-bit tile number is `tile`; byte 2 of a sprite has its lower 8 bits, bit 0 of byte 3 the highest"
    )
    return Made(
        f"int @f({BUFFER} oam, {more})",
        body,
        oracle,
        given,
        (
            f"Write a function that hides sprites in an OAM image by setting their y (byte 1 of the four bytes of each of the 128 sprites) to {hexadecimal(line)}. It hides {who}. Return how many of them had another y before.",
            f"How do I move sprites off the screen in a 544-byte OAM buffer? Sprite i is at 4 * i, y is its second byte, hidden means y = {hexadecimal(line)}. Hide {who}; result: the number of sprites whose y really changed.",
            f"oam[4i + 1] = ${line:X} for {who}; returns the count of changed bytes",
            f"The sprite viewer can switch off sprites: it parks them at line {line}. This concerns {who}. I show the user how many were not parked yet, so return that number. (4 bytes a sprite, the second is y; the last 32 bytes of the buffer stay.)",
        ),
    )


# Tile words


def change_words(rng: random.Random) -> Made:
    way = rng.choice(("palette", "shift", "priority", "flip", "old palette"))
    a, b = rng.sample(range(8), 2)
    flip = rng.choice((0x4000, 0x8000, 0xC000))
    on = rng.random() < 0.5
    step = {
        "palette": f"word = (word & 0xE3FF) | {a} << 10;",
        "shift": "word = (word & 0xFC00) | ((word + amount) & 0x3FF);",
        "priority": "word |= 0x2000;" if on else "word &= 0xDFFF;",
        "flip": f"word ^= {hexadecimal(flip)};",
        "old palette": f"if ((word >> 10 & 7) == {a}) word = (word & 0xE3FF) | {b} << 10;",
    }[way]
    more = ", int amount" if way == "shift" else ""

    def oracle(words: list[int], amount: int = 0) -> None:
        for i, word in enumerate(words):
            number, palette, priority, across, down = _split(word)
            if way == "palette" or (way == "old palette" and palette == a):
                palette = a if way == "palette" else b
            elif way == "shift":
                number = (number + amount) % 1024
            elif way == "priority":
                priority = int(on)
            elif way == "flip":
                across, down = (across + (flip != 0x8000)) % 2, (down + (flip != 0x4000)) % 2
            words[i] = _join(number, palette, priority, across, down)

    def given(r: random.Random) -> list[object]:
        return [_words(r, r.randrange(1, 9)), *([r.choice((1, -1, 0x200, r.randrange(-1023, 1024)))] if more else [])]

    what = {
        "palette": f"gives every tile palette {a}",
        "shift": "adds `amount` (it may be negative) to every tile number; the number wraps within its 10 bits and no other field changes",
        "priority": f"{'sets' if on else 'clears'} the priority bit of every tile",
        "flip": {
            0x4000: "toggles the horizontal flip of every tile",
            0x8000: "toggles the vertical flip of every tile",
            0xC000: "toggles both flips of every tile",
        }[flip],
        "old palette": f"gives all tiles of palette {a} palette {b} instead",
    }[way]
    return Made(
        f"void @f({WORD_BUFFER} words{more})",
        f"for (uint16_t& word : words) {step}"
        if not step.startswith("if")
        else f"for (uint16_t& word : words)\n  {step}",
        oracle,
        given,
        (
            f"Write a function that {what} in a tilemap. For SNES backgrounds {WORD_SAID}.",
            f"How do I edit a whole map so that the function {what}? Each element of `words` is a BG map entry vhopppcc cccccccc: c tile number (10 bits), p palette, o priority, h and v flips.",
            f"for each w (vhopppcc cccccccc): {what.replace('every tile', 'w').replace('all tiles of', 'those of')}",
            f"A menu command of my map editor {what} of the selection, in place. Remember that {WORD_SAID}.",
            f"Selected map words: one command {what}. Everything else in the words stays. Layout: {WORD_SAID}.",
        ),
    )


def words_using(rng: random.Random) -> Made:
    what = rng.choice(("set", "highest", "per palette", "out"))
    if what == "set":
        returns = "std::vector<uint16_t>"
        body = "std::set<uint16_t> numbers;\nfor (uint16_t word : words) numbers.insert(word & 0x3FF);\nreturn {numbers.begin(), numbers.end()};"
        said = "the tile numbers that occur, each once, ascending"
    elif what == "highest":
        returns = "int"
        body = "int most = -1;\nfor (uint16_t word : words) most = std::max(most, word & 0x3FF);\nreturn most;"
        said = "the highest tile number that occurs, -1 if there are no words"
    elif what == "per palette":
        returns = "std::array<int, 8>"
        body = "std::array<int, 8> counts{};\nfor (uint16_t word : words) ++counts[word >> 10 & 7];\nreturn counts;"
        said = "how many words use each of the palettes 0 to 7"
    else:
        limit = rng.choice((0x100, 0x180, 0x200, 0x300))
        returns = "int"
        body = f"return std::count_if(words.begin(), words.end(), [](uint16_t word) {{ return (word & 0x3FF) >= {hexadecimal(limit)}; }});"
        said = f"how many words have a tile number of {hexadecimal(limit)} or more"

    def oracle(words: list[int]) -> object:
        parts = [_split(word) for word in words]
        numbers = [part[0] for part in parts]
        if what == "set":
            return sorted(set(numbers))
        if what == "highest":
            return max(numbers, default=-1)
        if what == "per palette":
            return [sum(part[1] == i for part in parts) for i in range(8)]
        return sum(number >= limit for number in numbers)

    return Made(
        f"{returns} @f({WORDS} words)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((r.getrandbits(16), 0x0C05, 0x4005, 0x8405, 0x21FF, 0x0200, 0x1D80))
                for _ in range(r.randrange(0, 9))
            ]
        ],
        (
            f"Write a function that evaluates a tilemap and returns {said}. For each entry, {WORD_SAID}.",
            f"How do I find out about a map: {said}? Entries are 16-bit BG words, vhopppcc cccccccc (c: tile, p: palette).",
            f"tile(w) = w & 0x3FF, palette(w) = (w >> 10) & 7; result: {said}",
            f"Before I load graphics for a screen I want to know {said}. The screen is a vector of tile words, where {WORD_SAID[12:]}.",
            f"Statistics of map words: {said}. In a word {WORD_SAID[12:]}.",
        ),
    )


def quarters_of_big_tile(rng: random.Random) -> Made:
    way = rng.choice(("h", "v", "both"))
    order = {"h": (1, 0, 3, 2), "v": (2, 3, 0, 1), "both": (3, 2, 1, 0)}[way]
    flip = {"h": 0x4000, "v": 0x8000, "both": 0xC000}[way]
    kept = ", ".join(f"static_cast<uint16_t>(tile[{i}] ^ {hexadecimal(flip)})" for i in order)
    body = f"return {{{kept}}};"

    def oracle(tile: list[int]) -> list[int]:
        rows = [tile[:2], tile[2:]]
        if way != "v":
            rows = [row[::-1] for row in rows]
        if way != "h":
            rows = rows[::-1]
        out = []
        for word in [one for row in rows for one in row]:
            number, palette, priority, across, down = _split(word)
            out.append(_join(number, palette, priority, across ^ (way != "v"), down ^ (way != "h")))
        return out

    name = {"h": "left to right", "v": "upside down", "both": "both left to right and upside down"}[way]
    return Made(
        "std::array<uint16_t, 4> @f(const std::array<uint16_t, 4>& tile)",
        body,
        oracle,
        lambda r: [_words(r, 4)],
        (
            f"Write a function that mirrors a 16x16 tile {name}. It consists of four tile words: upper left, upper right, lower left, lower right. The words change places, and in each the flip is toggled too; {WORD_SAID}.",
            f"How do I flip a tile16 {name}? The four 8x8 words are stored UL, UR, LL, LR; besides moving them, invert their own flip bit{'s' if way == 'both' else ''} (14 horizontal, 15 vertical).",
            f"{{UL, UR, LL, LR}} -> {{{', '.join(('UL', 'UR', 'LL', 'LR')[i] for i in order)}}}, each ^ ${flip:04X}",
            f"My tile16 editor has a button that turns the block {name}: the quarters (top left, top right, bottom left, bottom right) swap and each 8x8 word must be flipped as well (bit 14: H, bit 15: V). Return the new quarters.",
        ),
    )


def expand_big_tiles(rng: random.Random) -> Made:
    per_row = rng.choice((2, 3, 4, 8))
    body = cpp(
        """
        std::vector<uint16_t> out(map.size() * 4);
        for (size_t i = 0; i < map.size(); ++i) {
          size_t at = i / @wide * @row + i % @wide * 2;
          const size_t from = map[i] * 4;
          out[at] = tiles[from];
          out[at + 1] = tiles[from + 1];
          out[at + @line] = tiles[from + 2];
          out[at + @next] = tiles[from + 3];
        }
        return out;
        """,
        wide=per_row,
        row=per_row * 4,
        line=per_row * 2,
        next=per_row * 2 + 1,
    )

    def oracle(blocks: list[int], tiles: list[int]) -> list[int]:
        out: list[int] = []
        for start in range(0, len(blocks), per_row):
            line = [tiles[4 * one : 4 * one + 4] for one in blocks[start : start + per_row]]
            out += [word for block in line for word in block[:2]]
            out += [word for block in line for word in block[2:]]
        return out

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 5)
        return [
            [r.randrange(count) for _ in range(per_row * r.randrange(1, 4))],
            [r.getrandbits(16) for _ in range(4 * count)],
        ]

    return Made(
        f"std::vector<uint16_t> @f({WORDS} map, {WORDS} tiles)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands a map of 16x16 tiles to 8x8 tile words. `map` has {per_row} tile16 numbers a row, in whole rows; tile16 n consists of tiles[4n] (upper left), tiles[4n + 1] (upper right), tiles[4n + 2] (lower left) and tiles[4n + 3] (lower right). The result is row by row, {2 * per_row} words a row.",
            f"How do I render a tile16 map to a tilemap? Rows of {per_row} blocks become two rows of {2 * per_row} words. A block's words are at 4 * number in `tiles`: UL, UR, LL, LR.",
            f"out[2y + dy][2x + dx] = tiles[4 * map[y][x] + 2dy + dx], dx, dy in {{0, 1}}; map is {per_row} wide",
            f"A room of my game is {per_row} blocks wide (any height). Each block number leads to four words in `tiles`, top pair first, left before right. Give me the room as plain 8x8 words in reading order.",
        ),
    )


def tile_number_of(rng: random.Random) -> Made:
    add = rng.random() < 0.6
    if add:
        body = cpp(
            """
            for (size_t at = 0; at + 3 < tiles.size(); at += 4)
              if (std::equal(quarters.begin(), quarters.end(), tiles.begin() + at)) return at / 4;
            tiles.insert(tiles.end(), quarters.begin(), quarters.end());
            return tiles.size() / 4 - 1;
            """
        )
    else:
        body = cpp(
            """
            for (size_t at = 0; at + 3 < tiles.size(); at += 4)
              if (std::equal(quarters.begin(), quarters.end(), tiles.begin() + at)) return at / 4;
            return -1;
            """
        )

    def oracle(tiles: list[int], quarters: list[int]) -> int:
        known = [tiles[i : i + 4] for i in range(0, len(tiles), 4)]
        if quarters in known:
            return known.index(quarters)
        if not add:
            return -1
        tiles.extend(quarters)
        return len(known)

    def given(r: random.Random) -> list[object]:
        some = [[r.choice((1, 2, 3)) for _ in range(4)] for _ in range(r.randrange(0, 5))]
        wanted = r.choice(some) if some and r.random() < 0.6 else [r.choice((1, 2, 3)) for _ in range(4)]
        return [[word for one in some for word in one], wanted]

    kind = WORD_BUFFER if add else WORDS
    missing = "append them to `tiles` and return the new number" if add else "return -1"
    return Made(
        f"int @f({kind} tiles, const std::array<uint16_t, 4>& quarters)",
        body,
        oracle,
        given,
        (
            f"Write a function that looks for a tile16 in the table `tiles`, which has four words for each, and returns the number of the first one equal to `quarters`, in the same order. If there is none, {missing}.",
            f"How do I get the number of a 16x16 tile from its four words? tiles[4n .. 4n + 3] belongs to number n; the lowest match wins. No match: {missing}.",
            f"min n with tiles[4n..4n+3] == quarters; otherwise {missing}",
            f"When the user paints with 8x8 tiles I must know whether such a block exists already. The block table has 4 words a block (complete ones only), counted from 0; of equal ones take the lowest. Unknown blocks: {missing}.",
        ),
    )


# Palettes


def palette_subset(rng: random.Random) -> Made:
    size = rng.choice((16, 16, 4, 8))
    base = rng.choice((0, 0, 0x80, 0x20))
    skip = rng.random() < 0.4
    body = f"auto from = cgram.begin() + {base + int(skip)} + palette * {size};\nreturn {{from, from + {size - int(skip)}}};"
    if not base and not skip:
        body = body.replace("begin() + 0 +", "begin() +")

    def oracle(cgram: list[int], palette: int) -> list[int]:
        rows = [cgram[i : i + size] for i in range(base, len(cgram), size)]
        return rows[palette][1:] if skip else rows[palette]

    count = (256 - base) // size
    first = f"the first palette starts at color {base}" if base else "palette 0 starts at color 0"
    less = f"; leave out its first color, which is transparent, so {size - 1} colors remain" if skip else ""
    return Made(
        f"std::vector<uint16_t> @f({WORDS} cgram, int palette)",
        body,
        oracle,
        lambda r: [[r.getrandbits(15) for _ in range(256)], r.choice((0, 1, min(7, count - 1)))],
        (
            f"Write a function that copies palette number `palette` out of the 256 colors of CGRAM; a palette has {size} colors and {first}{less}.",
            f"How do I get one palette from a CGRAM dump? {size} colors each, {first}, the others follow{less}.",
            f"colors {base} + {size} * palette {'+ 1 ' if skip else ''}.. + {size - 1} of cgram",
            f"The palette view shows {size - int(skip)} boxes. `cgram` has all 256 words; {first} and each takes {size}{less}.",
        ),
    )


def color_word_to_rgb(rng: random.Random) -> Made:
    way = rng.choice(("shift", "full", "scale"))
    order = rng.choice(("RGB", "RGB", "BGR"))
    part = {"shift": "(c & 31) << 3", "full": "(c & 31) << 3 | (c & 31) >> 2", "scale": "(c & 31) * 255 / 31"}[way]
    red, green, blue = "part(word)", "part(word >> 5)", "part(word >> 10)"
    high, low = (red, blue) if order == "RGB" else (blue, red)
    body = f"auto part = [](int c) -> uint32_t {{ return {part}; }};\nreturn {high} << 16 | {green} << 8 | {low};"

    def oracle(word: int) -> int:
        digits = f"{word:016b}"
        blue5, green5, red5 = (int(digits[i : i + 5], 2) for i in (1, 6, 11))
        wide = [
            8 * one if way == "shift" else 8 * one + one // 4 if way == "full" else one * 255 // 31
            for one in (red5, green5, blue5)
        ]
        return int.from_bytes(bytes(wide if order == "RGB" else wide[::-1]), "big")

    how = {
        "shift": "8 * c",
        "full": "8 * c + c / 4 (integer division)",
        "scale": "c * 255 / 31, rounded down",
    }[way]
    place = (
        "0xRRGGBB (red in bits 16-23, blue in bits 0-7)"
        if order == "RGB"
        else "0xBBGGRR (blue in bits 16-23, red in bits 0-7)"
    )
    return Made(
        "uint32_t @f(uint16_t word)",
        body,
        oracle,
        lambda r: [r.choice((0x7FFF, 0xFFFF, 0x001F, 0x03E0, r.getrandbits(16), r.getrandbits(15)))],
        (
            f"Write a function that converts a SNES color (red in bits 0-4, green in 5-9, blue in 10-14, bit 15 ignored) to 24 bits, {place}. A component c becomes {how}.",
            f"How do I show a BGR555 word on a PC screen? I need {place}; each 5-bit c is widened as {how}. Bit 15 means nothing.",
            f"-bbbbbgg gggrrrrr -> {place}, c8 = {how}",
            f"The color picker works with {place[:8]} numbers, the ROM with 15-bit words (red lowest, then green, then blue). Translate word to number: {how} for each part; exactly {place}.",
            f"Color conversion, 5 to 8 bits a part: c -> {how}. In: bits 0-4 R, 5-9 G, 10-14 B. Out: {place}.",
        ),
    )


def rgb_to_color_word(rng: random.Random) -> Made:
    way = rng.choice(("cut", "round", "clamp"))
    part = {"cut": "c >> 3", "round": "(c * 31 + 127) / 255", "clamp": "std::min((c + 4) >> 3, 31)"}[way]
    body = f"auto part = [](int c) {{ return {part}; }};\nreturn part(red) | part(green) << 5 | part(blue) << 10;"

    def oracle(red: int, green: int, blue: int) -> int:
        def part5(c: int) -> int:
            if way == "cut":
                return c // 8
            return (31 * c + 127) // 255 if way == "round" else min(31, (c + 4) // 8)

        return part5(red) + 32 * part5(green) + 1024 * part5(blue)

    how = {
        "cut": "c / 8 (rounded down)",
        "round": "(31 * c + 127) / 255 (integer division)",
        "clamp": "(c + 4) / 8 rounded down, but at most 31",
    }[way]
    return Made(
        "uint16_t @f(uint8_t red, uint8_t green, uint8_t blue)",
        body,
        oracle,
        lambda r: [r.choice((0, 255, 4, 251, r.randrange(256))) for _ in range(3)],
        (
            f"Write a function that makes a SNES palette word of an 8-bit RGB color: red in bits 0-4, green in bits 5-9, blue in bits 10-14, bit 15 clear. Each component c becomes {how}.",
            f"How do I convert 24-bit RGB to BGR555? Word: 0bbbbbgg gggrrrrr. c5 = {how}.",
            f"w = r5 | g5 << 5 | b5 << 10, x5 = {how.replace('c', 'x')}",
            f"After picking a color on the PC I store it as the console's word, red lowest and blue highest, five bits each; from eight bits c to five: {how}.",
        ),
    )


RECIPES = (
    hdma_table_of_lines,
    hdma_value_at,
    hdma_indirect,
    oam_entry,
    set_oam_position,
    hide_sprites,
    change_words,
    words_using,
    quarters_of_big_tile,
    expand_big_tiles,
    tile_number_of,
    palette_subset,
    color_word_to_rgb,
    rgb_to_color_word,
)
