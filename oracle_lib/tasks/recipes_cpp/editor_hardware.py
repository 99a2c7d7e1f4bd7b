"""What an editor shows of the console: register values, video memory, HDMA tables, windows, joypads, sound blocks."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_programs.language import Record, Struct
from oracle_lib.tasks.kit.cpp_recipes import Made, of_recipes

SUBJECT = "ROM data"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def joypad_names(rng: random.Random) -> Made:
    names = ["R", "L", "X", "A", "Right", "Left", "Down", "Up", "Start", "Select", "Y", "B"]
    high_first = rng.random() < 0.6
    sep = rng.choice(("+", " ", ", "))
    order = "for (int bit = 15; bit >= 4; --bit)" if high_first else "for (int bit = 4; bit < 16; ++bit)"
    listed = ", ".join(f'"{one}"' for one in names)
    body = f'static const char* names[] = {{{listed}}};\nstd::string text;\n{order} {{\n  if (!(word >> bit & 1)) continue;\n  if (!text.empty()) text += "{sep}";\n  text += names[bit - 4];\n}}\nreturn text;'

    def oracle(word: int) -> str:
        held = [name for place, name in enumerate(names, 4) if word & 1 << place]
        return sep.join(held[::-1] if high_first else held)

    said = ", ".join(f"{place} {name}" for place, name in enumerate(names, 4))
    way = "from the highest bit down" if high_first else "from the lowest bit up"
    return Made(
        "std::string @f(uint16_t word)",
        body,
        oracle,
        lambda r: [r.choice((0, 0xF, 0xFFFF, 1 << r.randrange(16), r.getrandbits(16) & r.getrandbits(16)))],
        (
            f'Write a function that names the buttons in a joypad word, joined with "{sep}", {way}. Bits: {said}. Bits 0-3 mean nothing; without a button the text is empty.',
            f'How do I print controller input? Bit numbers: {said}; list the set ones {way} with "{sep}" in between, "" for none.',
            f'join("{sep}", names of set bits {way}); {said}; bits 0-3 ignored',
            f'The input log of my debugger shows words such as 0x8080 as button names. {said}. Order: {way}; separator "{sep}".',
        ),
    )


def background_register(rng: random.Random) -> Made:
    what = rng.choice(("map", "size", "tiles"))
    if what == "map":
        unit = rng.choice(("words", "bytes"))
        shift = "* 0x400" if unit == "words" else "* 0x800"
        return Made(
            "int @f(uint8_t value)",
            f"return (value >> 2) {shift};",
            lambda value: value // 4 * (0x400 if unit == "words" else 0x800),
            lambda r: [r.randrange(256)],
            (
                f"Write a function that returns where in VRAM a background's tilemap starts, in {unit}, from a BGnSC value: its upper six bits count blocks of 0x400 words (a word is two bytes).",
                f"How do I decode $2107-$210A? Bits 2-7 are the map address in steps of 1024 words; I need it in {unit}.",
                f"address = (value >> 2) * {'$400 words' if unit == 'words' else '$800 bytes'}",
                f"The VRAM viewer should jump to a layer's map. Given the register value (bits 0-1 are the size, the rest the address in units of 0x400 words), compute the position in {unit}.",
            ),
        )
    if what == "size":
        pixels = rng.random() < 0.5
        scale = 256 if pixels else 32
        unit = "pixels (with 8x8 tiles)" if pixels else "tiles"
        return Made(
            "std::array<int, 2> @f(uint8_t value)",
            f"return {{value & 1 ? {2 * scale} : {scale}, value & 2 ? {2 * scale} : {scale}}};",
            lambda value: [scale * (1 + value % 2), scale * (1 + value // 2 % 2)],
            lambda r: [r.randrange(256)],
            (
                f"Write a function that returns {{width, height}} of a background's tilemap in {unit} from its BGnSC value: bit 0 doubles the width from {scale}, bit 1 the height from {scale}.",
                f"How large is a background? BGnSC bit 0 set: {2 * scale} wide, else {scale}; bit 1 set: {2 * scale} high, else {scale} ({unit}). Return {{width, height}}.",
                f"{{{scale} << (v & 1), {scale} << (v >> 1 & 1)}}",
                f"The layer preview allocates its bitmap from the register: bits 0 and 1 double width and height of {scale}x{scale} {unit}.",
            ),
        )
    layer = rng.randrange(1, 5)
    low = layer % 2 == 1
    part = "value & 15" if low else "value >> 4"
    return Made(
        "int @f(uint8_t value)",
        f"return ({part}) * 0x1000;",
        lambda value: (value % 16 if low else value // 16) * 4096,
        lambda r: [r.randrange(256)],
        (
            f"Write a function that returns the VRAM word address of the tiles of BG{layer} from its register value: the {'lower' if low else 'upper'} nibble, in steps of 0x1000 words.",
            f"How do I get BG{layer}'s character base? It is the {'low' if low else 'high'} nibble of the value times $1000 (words).",
            f"base = ({part}) * $1000",
            f"Layer {layer} shows wrong tiles in my viewer. Its tile base is in the {'lower' if low else 'upper'} four bits of the register, each step 4096 words. Return the word address.",
        ),
    )


def hdma_length(rng: random.Random) -> Made:
    unit = rng.choice((1, 2, 2, 4))
    what = rng.choice(("lines", "bytes"))
    step = f"(repeat ? count * {unit} : {unit})" if unit > 1 else "(repeat ? count : 1)"
    total = "lines += count;" if what == "lines" else ""
    ret = "lines" if what == "lines" else "static_cast<int>(at) + 1"
    body = f"size_t at = 0;\n{'int lines = 0;' if what == 'lines' else ''}\nwhile (table[at] != 0) {{\n  bool repeat = table[at] > 0x80;\n  int count = repeat ? table[at] - 0x80 : table[at];\n  {total}\n  at += 1 + {step};\n}}\nreturn {ret};".replace(
        "\n  \n", "\n"
    ).replace("\n\n", "\n")

    def oracle(table: list[int]) -> int:
        left, lines, used = list(table), 0, 1
        while (head := left.pop(0)) != 0:
            count = head if head <= 128 else head - 128
            data = unit * (count if head > 128 else 1)
            del left[:data]
            lines, used = lines + count, used + 1 + data
        return lines if what == "lines" else used

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 6)):
            count = r.choice((1, 2, 5, r.randrange(1, 12)))
            out += (
                bytes([0x80 | count]) + r.randbytes(unit * count)
                if r.random() < 0.5
                else bytes([r.choice((count, 0x80))]) + r.randbytes(unit)
            )
        return [out + b"\0" + r.randbytes(r.randrange(3))]

    said = "how many scanlines it covers" if what == "lines" else "how many bytes it takes, with the end byte"
    fmt = f"a head byte 1 to 0x80 is followed by {unit} byte{'s' * (unit > 1)} for that many lines; a head from 0x81 on means head - 0x80 lines with {unit} byte{'s' * (unit > 1)} each; head 0 ends it"
    return Made(
        f"int @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells of an HDMA table {said}: {fmt}. The table is complete; bytes behind its end don't matter.",
            f"How do I parse an HDMA table (direct, {unit} byte{'s' * (unit > 1)} a transfer) to know {said}? {fmt[0].upper() + fmt[1:]}.",
            f"walk: {fmt}; result: {said}",
            f"My gradient editor loads tables from the ROM and must know {said}. Format: {fmt}; an end byte is always there.",
        ),
    )


def hdma_expand(rng: random.Random) -> Made:
    lines = rng.choice((16, 24, 32))
    body = f"std::vector<uint8_t> values;\nfor (size_t at = 0; table[at] != 0;) {{\n  int count = table[at++] & 0x7F;\n  bool each = table[at - 1] & 0x80;\n  for (int i = 0; i < count; ++i) values.push_back(each ? table[at + i] : table[at]);\n  at += each ? count : 1;\n}}\nvalues.resize({lines}, values.empty() ? 0 : values.back());\nreturn values;"

    def oracle(table: list[int]) -> list[int]:
        out: list[int] = []
        left = list(table)
        while head := left.pop(0):
            if head > 128:
                out += left[: head - 128]
                del left[: head - 128]
            else:
                out += [left.pop(0)] * head
        return (out + [out[-1] if out else 0] * lines)[:lines]

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 6)):
            count = r.randrange(1, 9)
            out += bytes([0x80 | count]) + r.randbytes(count) if r.random() < 0.5 else bytes([count, r.randrange(256)])
        return [out + b"\0"]

    fmt = "a byte 1 to 0x7F says for how many lines the one value behind it holds; a byte 0x81 to 0xFF says (minus 0x80) how many values follow, one a line; 0 ends the table"
    return Made(
        f"std::vector<uint8_t> @f({BYTES} table)",
        body,
        oracle,
        given,
        (
            f"Write a function that expands a one-byte HDMA table to the value of each of the first {lines} scanlines: {fmt}. Later lines keep the last value (0 if the table has none); surplus lines are cut. Byte 0x80 does not occur.",
            f"How do I get per-line values out of an HDMA table? {fmt[0].upper() + fmt[1:]}. Exactly {lines} values: cut, or repeat the last one (0 for an empty table). No byte 0x80 as a count.",
            f"table -> value[{lines}]; {fmt}; pad with the last value or 0; no count $80",
            f"To preview an effect I need what the register holds on lines 0 to {lines - 1}. In the table {fmt} (0x80 never appears as a count). After its end the last value remains, 0 if there was none.",
        ),
    )


def window_line(rng: random.Random) -> Made:
    inverted = rng.random() < 0.4
    both = rng.choice((None, "or", "and", "xor"))
    op = {"or": "||", "and": "&&", "xor": "!="}.get(both or "", "")
    if both:
        signature = "bool @f(uint8_t x, uint8_t left1, uint8_t right1, uint8_t left2, uint8_t right2)"
        body = f"bool first = left1 <= x && x <= right1, second = left2 <= x && x <= right2;\nreturn first {op} second;"
        said = {
            "or": "in at least one of two windows",
            "and": "in both windows",
            "xor": "in exactly one of two windows",
        }[both]

        def two(x: int, a: int, b: int, c: int, d: int) -> bool:
            hits = (x in range(a, b + 1)) + (x in range(c, d + 1))
            return {"or": hits > 0, "and": hits == 2, "xor": hits == 1}[both or "or"]

        return Made(
            signature,
            body,
            two,
            lambda r: [r.randrange(40), *(r.randrange(40) for _ in range(4))],
            (
                f"Write a function that tells whether column x is {said}. A window covers the columns from left to right, both included; if left is larger than right it is empty.",
                f"How do I combine window 1 and 2 with {(both or '').upper()}? True if x is {said}; both edges belong to a window; left > right means nothing is inside.",
                f"(l1 <= x <= r1) {(both or '').upper()} (l2 <= x <= r2)",
                f"The mask preview draws column by column. A pixel is masked when it is {said}, where windows include their edges and are empty when left exceeds right.",
            ),
        )
    test = "x < left || x > right" if inverted else "x >= left && x <= right"
    return Made(
        "int @f(int left, int right)",
        "int count = 0;\nfor (int x = 0; x < 256; ++x)\n  if (" + test + ") ++count;\nreturn count;",
        lambda left, right: (256 - max(0, right - left + 1)) if inverted else max(0, right - left + 1),
        lambda r: [r.randrange(256), r.choice((0, 255, r.randrange(256)))],
        (
            f"Write a function that returns how many of the 256 columns are {'outside' if inverted else 'inside'} a window from `left` to `right`, both included and from 0 to 255. If left is larger than right, no column is inside.",
            f"How do I count the {'unmasked' if inverted else 'masked'} pixels of a line? The window covers left..right with both edges, nothing if left > right; 256 columns; I want those {'outside of' if inverted else 'in'} it.",
            f"#{{x in 0..255 : {'not ' if inverted else ''}(left <= x <= right)}}",
            f"A statistic for the window editor: columns {'not ' if inverted else ''}covered by the range left-right (edges are part of it; empty if left > right), out of 0 to 255.",
        ),
    )


def scanline_color(rng: random.Random) -> Made:
    planes = rng.choice(("red", "green", "blue"))
    shift = {"red": 0, "green": 5, "blue": 10}[planes]
    single = rng.random() < 0.5
    body = cpp(
        """
        uint16_t color = 0;
        for (uint8_t value : writes)
          for (int part = 0; part < 3; ++part)
            if (value & 0x20 << part) color = (color & ~(31 << 5 * part)) | (value & 31) << 5 * part;
        return color@tail;
        """,
        tail=f" >> {shift} & 31" if single else "",
    )

    def oracle(writes: list[int]) -> int:
        parts = [0, 0, 0]
        for value in writes:
            for place in range(3):
                if value // (32 << place) % 2:
                    parts[place] = value % 32
        return parts[shift // 5] if single else parts[0] + 32 * parts[1] + 1024 * parts[2]

    wanted = (
        f"the {planes} component (0 to 31) at the end"
        if single
        else "the colour at the end: red in bits 0-4, green in 5-9, blue in 10-14"
    )
    return Made(
        f"uint16_t @f({BYTES} writes)",
        body,
        oracle,
        lambda r: [[r.choice((0x20, 0x40, 0x80, 0xE0, 0x60, 0)) | r.randrange(32) for _ in range(r.randrange(0, 6))]],
        (
            f"Write a function that replays writes to the fixed colour register (COLDATA) and returns {wanted}. The lower five bits of a write are an intensity; bit 5 applies it to red, bit 6 to green, bit 7 to blue. All start at 0.",
            f"How do I emulate $2132? Each byte: bits 0-4 intensity, bits 5, 6, 7 choose red, green, blue (any combination). From black, after all writes, I need {wanted}.",
            f"for v in writes: for c in chosen(v): c = v & $1F; result: {wanted}",
            f"A trace lists what a game writes to the fixed colour. Starting at black, bytes set red (bit 5), green (bit 6), blue (bit 7) to their low five bits. Report {wanted}.",
        ),
    )


def mode7_point(rng: random.Random) -> Made:
    what = rng.choice(("tile", "pixel", "transform"))
    if what == "transform":
        bits = 8
        body = "return {(a * x + b * y) >> 8, (c * x + d * y) >> 8};"

        def moved(a: int, b: int, c: int, d: int, x: int, y: int) -> list[int]:
            return [(a * x + b * y) // 2**bits, (c * x + d * y) // 2**bits]

        return Made(
            "std::array<int, 2> @f(int a, int b, int c, int d, int x, int y)",
            body,
            moved,
            lambda r: (
                [r.choice((256, -256, 0, r.randrange(-600, 600))) for _ in range(4)]
                + [r.randrange(-300, 300), r.randrange(-300, 300)]
            ),
            (
                "Write a function that applies a Mode 7 matrix to (x, y): {a * x + b * y, c * x + d * y}, where a to d have 8 fraction bits; each sum is divided by 256, rounding down (also below 0).",
                "How do I transform a point by A, B, C, D in 8.8 fixed point? x' = floor((a x + b y) / 256), y' = floor((c x + d y) / 256); everything signed.",
                "{floor((a*x + b*y) / 256), floor((c*x + d*y) / 256)}",
                "For a Mode 7 preview I map screen to map coordinates. The matrix entries are 8.8 numbers; drop the fraction of each sum towards minus infinity. Return {x', y'}.",
            ),
        )
    wrap = rng.random() < 0.5
    bound = "" if not wrap else "x &= 1023, y &= 1023;\n"
    if what == "tile":
        body = f"{bound}return (y / 8) * 128 + x / 8;"
        said = "the index of the map entry, row by row with 128 entries a row,"
    else:
        body = f"{bound}return y % 8 * 8 + x % 8;"
        said = "the index of the pixel within its 8x8 tile (row by row)"

    def oracle(x: int, y: int) -> int:
        (tile_x, inner_x), (tile_y, inner_y) = divmod(x % 1024, 8), divmod(y % 1024, 8)
        return tile_y * 128 + tile_x if what == "tile" else inner_y * 8 + inner_x

    rule = "Coordinates may be any integers and wrap at 1024." if wrap else "Coordinates are from 0 to 1023."
    return Made(
        "int @f(int x, int y)",
        body,
        oracle,
        lambda r: [
            r.choice((0, 1023, 7, 8, r.randrange(1024), r.randrange(-3000, 3000) if wrap else 5)) for _ in range(2)
        ],
        (
            f"Write a function that returns {said} for the pixel (x, y) of a Mode 7 plane of 128x128 tiles (1024x1024 pixels). {rule}",
            f"How do I address Mode 7 data? The plane has 128 by 128 tiles of 8x8 pixels; for pixel (x, y) I want {said.rstrip(',')}. {rule}",
            ("(y / 8) * 128 + x / 8" if what == "tile" else "(y mod 8) * 8 + x mod 8") + f". {rule}",
            f"Picking a pixel on the world map of my Mode 7 editor: give me {said.rstrip(',')}. The map is 128 tiles wide and high. {rule}",
        ),
    )


def brr_header(rng: random.Random) -> Made:
    what = rng.choice(("fields", "blocks", "samples"))
    if what == "fields":
        struct = Struct("Brr", (("u8", "range"), ("u8", "filter"), ("bool", "loop"), ("bool", "end")))

        def split(header: int) -> Record:
            return Record(
                ("range", "filter", "loop", "end"), (header // 16, header // 4 % 4, header & 2 > 0, header & 1)
            )

        return Made(
            "Brr @f(uint8_t header)",
            "return {static_cast<uint8_t>(header >> 4), static_cast<uint8_t>(header >> 2 & 3), (header & 2) != 0, (header & 1) != 0};",
            split,
            lambda r: [r.randrange(256)],
            (
                "Write a function that decodes the header byte of a BRR block: bits 4-7 are the range, bits 2-3 the filter, bit 1 is the loop flag, bit 0 the end flag.",
                "How do I take a BRR header apart? Upper nibble = range, bits 2-3 = filter, then loop and end flag in bits 1 and 0.",
                "header -> {h >> 4, (h >> 2) & 3, bit 1, bit 0}",
                "My sample viewer lists each 9-byte block with range (upper nibble), filter (bits 2 and 3), loop (bit 1) and end (bit 0). Decode the first byte.",
            ),
            (struct,),
        )
    factor = 16 if what == "samples" else 1
    body = f"int blocks = 0;\nfor (size_t at = 0; at + 9 <= data.size(); at += 9) {{\n  ++blocks;\n  if (data[at] & 1) break;\n}}\nreturn blocks{' * 16' if factor == 16 else ''};"

    def oracle(data: list[int]) -> int:
        heads = [data[i] for i in range(0, len(data) - 8, 9)]
        ends = [place for place, head in enumerate(heads) if head % 2]
        return factor * (ends[0] + 1 if ends else len(heads))

    def given(r: random.Random) -> list[bytes]:
        return [
            b"".join(
                bytes([r.randrange(128) * 2 + (r.random() < 0.2)]) + r.randbytes(8) for _ in range(r.randrange(0, 8))
            )
            + r.randbytes(r.choice((0, 0, 5)))
        ]

    said = "how many blocks it has" if factor == 1 else "how many samples it decodes to (16 a block)"
    return Made(
        f"int @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Write a function that tells of a BRR sample {said}. Blocks have 9 bytes; the sample ends with the first block whose first byte has bit 0 set (that block counts), or with the last whole block of the data.",
            f"How do I find {said} for BRR data? 9-byte blocks, bit 0 of a block's first byte = this is the last one. Incomplete blocks at the end of the data are ignored.",
            f"n = blocks up to and with the first one with (head & 1), or all whole blocks; result {'16 * ' if factor == 16 else ''}n",
            f"Importing samples, I show {said}. They consist of 9-byte blocks whose header's lowest bit marks the end; data without an end mark are taken to the last complete block.",
        ),
    )


def note_name(rng: random.Random) -> Made:
    first, octave = rng.choice(((0x80, 1), (0, 0), (0x80, 2), (0x20, 3)))
    names = rng.choice(
        (
            ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"],
            ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"],
        )
    )
    count = rng.choice((72, 60, 84))
    other = rng.choice(("---", "??", ""))
    listed = ", ".join(f'"{one}"' for one in names)
    low = f"note < {hexadecimal(first)} || " if first else ""
    minus = f" - {hexadecimal(first)}" if first else ""
    body = f'static const char* names[] = {{{listed}}};\nif ({low}note >= {hexadecimal(first + count)}) return "{other}";\nint number = note{minus};\nreturn names[number % 12] + std::to_string(number / 12 + {octave});'

    def oracle(note: int) -> str:
        number = note - first
        if not 0 <= number < count:
            return other
        return f"{names[number % 12]}{octave + number // 12}"

    default = f'"{other}"' if other else "an empty string"
    return Made(
        "std::string @f(uint8_t note)",
        body,
        oracle,
        lambda r: [
            r.choice(
                (
                    first,
                    first + count - 1,
                    (first + count) % 256,
                    first + r.randrange(count),
                    first + r.randrange(count),
                    r.randrange(256),
                )
            )
        ],
        (
            f"Write a function that names a note of a music track: {hexadecimal(first)} is {names[0]}{octave}, and each number is a semitone more; names within an octave are {' '.join(names)}, the octave number goes up at each C. Notes are {hexadecimal(first)} to {hexadecimal(first + count - 1)}; anything else gives {default}.",
            f"How do I print note bytes? {hexadecimal(first)} = {names[0]}{octave}, twelve to an octave ({', '.join(names)}), {count} notes in all; other bytes: {default}.",
            f"n = note - {hexadecimal(first)}; 0 <= n < {count}: name[n mod 12] + (n / 12 + {octave}); else {default}; names {' '.join(names)}",
            f"The tracker view of my music editor shows {names[1]}{octave} for {hexadecimal(first + 1)}. It starts at {names[0]}{octave} = {hexadecimal(first)}, uses the names {' '.join(names)}, and bytes outside of the {count} notes appear as {default}.",
        ),
    )


def track_length(rng: random.Random) -> Made:
    first, last = 0x80, rng.choice((0xC7, 0xC8, 0xC9, 0xDF))
    args = {0xE0: 1, 0xE1: 1, 0xE5: 1, 0xE7: 1} if rng.random() < 0.6 else {0xE0: 1, 0xE3: 3, 0xE7: 1}
    cases = " ".join(f"case {hexadecimal(code)}:" for code, n in args.items() if n == 1)
    cases3 = " ".join(f"case {hexadecimal(code)}:" for code, n in args.items() if n == 3)
    body = f"int ticks = 0, length = 0;\nfor (size_t i = 0; i < track.size() && track[i] != 0; ++i) {{\n  if (track[i] < 0x80) length = track[i];\n  else if (track[i] <= {hexadecimal(last)}) ticks += length;\n  else switch (track[i]) {{\n    {cases} i += 1; break;\n{f'    {cases3} i += 3; break;' if cases3 else ''}\n  }}\n}}\nreturn ticks;".replace(
        "\n\n", "\n"
    )

    def oracle(track: list[int]) -> int:
        left, ticks, length = list(track), 0, 0
        while left:
            code = left.pop(0)
            if code == 0:
                break
            if code < first:
                length = code
            elif code <= last:
                ticks += length
            else:
                del left[: args.get(code, 0)]
        return ticks

    def given(r: random.Random) -> list[bytes]:
        out = b""
        for _ in range(r.randrange(0, 12)):
            kind = r.randrange(4)
            code = r.choice([*args])
            out += [
                bytes([r.choice((6, 12, 24, 48))]),
                bytes([r.randrange(first, last + 1)]),
                bytes([code]) + r.randbytes(args[code]),
                bytes([r.randrange(first, last + 1)]),
            ][kind]
        return [out + r.choice((b"\0\x90", b""))]

    commands = ", ".join(
        f"{hexadecimal(code)} with {count} argument{'s' * (count > 1)}" for code, count in args.items()
    )
    return Made(
        f"int @f({BYTES} track)",
        body,
        oracle,
        given,
        (
            f"Write a function that adds up the ticks of a music track. A byte from 1 to 0x7F sets the length of the following notes (0 at first); 0x80 to {hexadecimal(last)} is a note or rest and takes that length; 0 ends the track, as does the end of the data; other bytes are commands: {commands}, the rest without any. Arguments are skipped whatever they are.",
            f"How do I get a track's duration? 01-7F: length for the notes from now on; 80-{last:02X}: add the length (which is 0 before any was set); 00 or the end of the data: stop; commands above: {commands}, others have no argument bytes.",
            f"b < $80: len = b; $80..${last:02X}: t += len; 0: stop; > ${last:02X}: skip its arguments ({commands}; else none); result t",
            f"To see whether all channels are equally long I sum note lengths. Length bytes (1-0x7F) hold until the next one (0 before the first), notes are 0x80-{hexadecimal(last)}, zero or the data's end is the end. Commands ({commands}; all other codes above have none) take arguments that must be stepped over.",
        ),
    )


def dma_amount(rng: random.Random) -> Made:
    per_line = rng.choice((165, 170, 160))
    lines = rng.choice((38, 30, 36))
    budget = per_line * lines
    what = rng.choice(("fits", "frames", "left"))
    total = "std::accumulate(sizes.begin(), sizes.end(), 0)"
    if what == "fits":
        returns, body, said = (
            "bool",
            f"return {total} <= {budget};",
            "tells whether all transfers together fit into one vertical blank",
        )
    elif what == "left":
        returns, body, said = (
            "int",
            f"return std::max({budget} - {total}, 0);",
            "returns how many bytes of one vertical blank remain after all transfers, 0 if they are too many",
        )
    else:
        returns, body = (
            "int",
            f"int frames = 1, used = 0;\nfor (uint16_t size : sizes) {{\n  if (used + size > {budget}) ++frames, used = 0;\n  used += size;\n}}\nreturn frames;",
        )
        said = f"returns how many vertical blanks they take when they are done in order and none is split: a transfer that does not fit any more waits for the next one (no transfer is above {budget} bytes; without transfers the result is 1)"

    def oracle(sizes: list[int]) -> int:
        if what == "fits":
            return sum(sizes) <= budget
        if what == "left":
            return max(0, budget - sum(sizes))
        bins = [0]
        for size in sizes:
            if bins[-1] + size > budget:
                bins.append(0)
            bins[-1] += size
        return len(bins)

    return Made(
        f"{returns} @f(const std::vector<uint16_t>& sizes)",
        body,
        oracle,
        lambda r: [
            [
                r.choice((0x800, 0x400, 32, r.randrange(1, 0x1000), budget - 0x800, 0x800))
                for _ in range(r.randrange(0, 6))
            ]
        ],
        (
            f"Write a function that takes the sizes of DMA transfers and {said}. A vertical blank has room for {budget} bytes ({lines} lines of {per_line}).",
            f"How do I plan VRAM uploads? Budget per vertical blank: {budget} bytes. The function {said}.",
            f"budget = {lines} * {per_line} = {budget}; the function {said}",
            f"My animation exporter checks uploads ({per_line} bytes a line, {lines} lines of blanking, {budget} in all): it {said}.",
        ),
    )


RECIPES = (
    joypad_names,
    background_register,
    hdma_length,
    hdma_expand,
    window_line,
    scanline_color,
    mode7_point,
    brr_header,
    note_name,
    track_length,
    dma_amount,
)
