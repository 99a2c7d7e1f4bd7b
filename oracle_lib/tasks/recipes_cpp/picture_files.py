"""Graphics in files and texts of other tools: PCX, BMP, TGA, PNG parts, palettes of paint programs, XPM, ASCII art, data lines."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp
from oracle_lib.tasks.kit.cpp_recipes import WORDS, Made, of_recipes
from oracle_lib.tasks.kit.pictures import (
    CHANNELS,
    bgr,
    in_rows,
    rgb,
    some_colors,
    some_pixels,
    some_tile,
    tile_bytes,
    tile_rows,
)

SUBJECT = "graphics files"
VECTOR = "std::vector<uint8_t>"
WORD_LIST = "std::vector<uint16_t>"
TEXT = "const std::string&"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _runny(r: random.Random, count: int, colors: int = 256) -> list[int]:
    out: list[int] = []
    while len(out) < count:
        out += [r.choice((r.randrange(colors), 0, min(colors - 1, 0xC5)))] * r.choice((1, 1, 2, 5, 70))
    return out[:count]


def pcx_scan_line(rng: random.Random) -> Made:
    pack = rng.random() < 0.5
    if pack:
        body = cpp(
            """
            std::vector<uint8_t> data;
            for (size_t at = 0; at < row.size();) {
              size_t n = 1;
              while (n < 63 && at + n < row.size() && row[at + n] == row[at]) ++n;
              if (n > 1 || row[at] >= 0xC0) data.push_back(0xC0 | n);
              data.push_back(row[at]);
              at += n;
            }
            return data;
            """
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> row;
            for (size_t at = 0; at < data.size() && row.size() < bytes; ++at) {
              size_t n = 1;
              if (data[at] >= 0xC0) {
                n = data[at] & 0x3F;
                if (++at >= data.size()) break;
              }
              row.insert(row.end(), std::min(n, bytes - row.size()), data[at]);
            }
            return row;
            """
        )

    def write(row: list[int]) -> list[int]:
        out: list[int] = []
        rest = list(row)
        while rest:
            n = next((i for i, b in enumerate(rest) if b != rest[0]), len(rest))
            n = min(n, 63)
            out += [rest[0]] if n == 1 and rest[0] < 192 else [192 + n, rest[0]]
            rest = rest[n:]
        return out

    def read(data: list[int], size: int) -> list[int]:
        out: list[int] = []
        stream = iter(data)
        for byte in stream:
            if len(out) >= size:
                break
            if byte < 192:
                out.append(byte)
            else:
                value = next(stream, None)
                out += [] if value is None else [value] * (byte - 192)
        return out[:size]

    def given(r: random.Random) -> list[object]:
        if pack:
            return [_runny(r, r.choice((0, 5, 20, 80)))]
        data = write(_runny(r, r.choice((5, 20, 80))))
        return [data[: r.choice((99, 99, 3, len(data) - 1))], r.choice((1, 8, 20, 80))]

    rule = "a byte below 0xC0 stands for itself; a byte from 0xC0 on has a count in its lower 6 bits and is followed by the byte to repeat"
    if pack:
        asks = (
            "PCX RLE for one scan line: greedy runs up to 63; a single byte below 0xC0 is stored as it is.",
            f"Write a function that compresses a row of bytes as PCX files do: {rule}. From the left, take the longest run of equal bytes (at most 63); a run of one byte below 0xC0 is written as that byte, everything else as 0xC0 + length and the byte.",
            f"How do I encode PCX image data? {rule}; longest runs first from the left, max 63, no count for single bytes < $C0",
            f"Export to PCX, the part with the run lengths: {rule}. A run is as long as possible but never more than 63; only lone bytes under 0xC0 go without a count.",
        )
    else:
        asks = (
            "Decode PCX RLE until `bytes` bytes are there; surplus of the last run is cut, a data end gives fewer.",
            f"Write a function that unpacks a scan line of a PCX file: {rule} (count 0 gives nothing). Stop as soon as `bytes` bytes are there (a run that would give more is cut off) or when the data end; a count without its byte at the end gives nothing.",
            f"How do I read PCX image data? {rule}; deliver at most `bytes` bytes, be safe if `data` is truncated",
            f"PCX import: {rule}. I need the first `bytes` bytes of the row, or what there is if the file is cut short (a count byte alone at the end is dropped).",
        )
    return Made(
        f"{VECTOR} @f({BYTES} row)" if pack else f"{VECTOR} @f({BYTES} data, size_t bytes)",
        body,
        write if pack else read,
        given,
        asks,
    )


def color_table_entries(rng: random.Random) -> Made:
    form = rng.choice(("BMP", "PNG", "ACT"))
    read = rng.random() < 0.5
    step = 4 if form == "BMP" else 3
    order = (2, 1, 0) if form == "BMP" else (0, 1, 2)
    near = rng.random() < 0.5
    narrow = "(V * 31 + 127) / 255" if near else "V >> 3"
    if read:
        parts = [f"({narrow})".replace("V", f"data[at + {o}]") if near else f"data[at + {o}] >> 3" for o in order]
        body = f"std::vector<uint16_t> palette;\nfor (size_t at = 0; at + {step} <= data.size(){' && palette.size() < 256' if form == 'ACT' else ''}; at += {step})\n  palette.push_back({parts[0]} | {parts[1] if near else '(' + parts[1] + ')'} << 5 | {parts[2] if near else '(' + parts[2] + ')'} << 10);\nreturn palette;".replace(
            "at + 0]", "at]"
        )
        if not near:
            body = body.replace("push_back(data[at + 2] >> 3 |", "push_back((data[at + 2] >> 3) |").replace(
                "push_back(data[at] >> 3 |", "push_back((data[at] >> 3) |"
            )
    else:
        channels = ["color & 31", "color >> 5 & 31", "color >> 10 & 31"]
        pushes = "".join(f"  data.push_back(wide({channels[o]}));\n" for o in order) + (
            "  data.push_back(0);\n" if form == "BMP" else ""
        )
        tail = "data.resize(768);\n" if form == "ACT" else ""
        body = f"auto wide = [](int v) {{ return v << 3 | v >> 2; }};\nstd::vector<uint8_t> data;\nfor (uint16_t color : palette) {{\n{pushes}}}\n{tail}return data;"

    def load(data: list[int]) -> list[int]:
        out = []
        for entry in [one for one in in_rows(data, step) if len(one) == step]:
            parts_ = entry[:3][::-1] if form == "BMP" else entry
            out.append(bgr(*[int(v * 31 / 255 + 0.5) if near else v // 8 for v in parts_]))
        return out[:256] if form == "ACT" else out

    def save(palette: list[int]) -> list[int]:
        out: list[int] = []
        for color in palette:
            wide = [8 * v + v // 4 for v in rgb(color)]
            out += [*wide[::-1], 0] if form == "BMP" else wide
        return (out + [0] * 768)[:768] if form == "ACT" else out

    what = {
        "BMP": "the color table of a BMP (blue, green, red, 0 for each color)",
        "PNG": "a PNG's PLTE data (red, green, blue for each color)",
        "ACT": "a Photoshop ACT file (256 colors of red, green, blue)",
    }[form]
    if read:
        how = "value * 31 / 255, rounded to the nearest" if near else "value / 8, rounded down"
        more = " At most 256 colors are read; what may follow is ignored." if form == "ACT" else ""
        asks = (
            f"Colors of {what} to BGR555 ({how}); a partial entry at the end is ignored.{more}",
            f"Write a function that reads {what} as SNES colors: {CHANNELS}. An 8-bit channel becomes {how}. Incomplete entries at the end don't count.{more}",
            f"How do I convert {what} into CGRAM words? 8 -> 5 bits by {how}; whole entries only.{more}",
            f"Palette import: I have the bytes of {what} and want 15-bit words with red lowest; each channel is {how}. Leftover bytes are dropped.{more}",
        )
    else:
        more = " Missing colors up to 256 are black; there are never more." if form == "ACT" else ""
        asks = (
            f"BGR555 palette to {what}, channels v * 8 + v / 4.{more}",
            f"Write a function that makes {what} from SNES colors. {CHANNELS[0].upper()}{CHANNELS[1:]}; a 5-bit channel v becomes v * 8 + v / 4 (rounded down).{more}",
            f"How do I export CGRAM words as {what}? 5 -> 8 bits: v << 3 | v >> 2.{more}",
            f"Palette export to other programs: the bytes of {what}, where a channel's upper three bits are repeated below its five.{more}",
        )
    return Made(
        f"{WORD_LIST} @f({BYTES} data)" if read else f"{VECTOR} @f({WORDS} palette)",
        body,
        load if read else save,
        (
            lambda r: [
                r.randbytes(step * r.randrange(0, 5) + r.choice((0, 0, 1, 2)))
                if form != "ACT" or r.random() < 0.6
                else r.randbytes(772)
            ]
        )
        if read
        else (lambda r: [some_colors(r, 5)]),
        asks,
    )


def tpl_palette_file(rng: random.Random) -> Made:
    fail = rng.choice(("nullopt", "empty"))
    ret = "std::nullopt" if fail == "nullopt" else "{}"
    body = cpp(
        """
        if (data.size() < 4 || data[0] != 'T' || data[1] != 'P' || data[2] != 'L') return @ret;
        std::vector<uint16_t> palette;
        if (data[3] == 2) {
          for (size_t at = 4; at + 1 < data.size(); at += 2) palette.push_back((data[at] | data[at + 1] << 8) & 0x7FFF);
        } else if (data[3] == 0) {
          for (size_t at = 4; at + 2 < data.size(); at += 3)
            palette.push_back(data[at] >> 3 | (data[at + 1] >> 3) << 5 | (data[at + 2] >> 3) << 10);
        } else {
          return @ret;
        }
        return palette;
        """,
        ret=ret,
    )

    def oracle(data: list[int]) -> list[int] | None:
        bad: list[int] | None = None if fail == "nullopt" else []
        if bytes(data[:3]) != b"TPL" or len(data) < 4 or data[3] not in (0, 2):
            return bad
        if data[3] == 2:
            return [int.from_bytes(bytes(w), "little") % 32768 for w in in_rows(data[4:], 2) if len(w) == 2]
        return [bgr(*[v // 8 for v in c]) for c in in_rows(data[4:], 3) if len(c) == 3]

    def given(r: random.Random) -> list[object]:
        head = r.choice((b"TPL\x02", b"TPL\x02", b"TPL\x00", b"TPL\x00", b"TPL\x01", b"TPM\x02", b"TP"))
        return [head + r.randbytes(r.randrange(0, 13))]

    no = "std::nullopt" if fail == "nullopt" else "an empty list"
    form = "`TPL` and a byte for the kind: 0 means three bytes red, green, blue a color (8 bits each), 2 means little-endian words in SNES format"
    return Made(
        f"std::optional<{WORD_LIST}> @f({BYTES} data)" if fail == "nullopt" else f"{WORD_LIST} @f({BYTES} data)",
        body,
        oracle,
        given,
        (
            f"Load a Tile Layer Pro palette ({form}) as BGR555 (8-bit channels >> 3, bit 15 off); wrong header or other kind: {no}. Partial color at the end ignored.",
            f"Write a function that reads the palette file of a tile editor. It begins with {form}. Return BGR555 words: 8-bit channels lose their lower three bits, words their bit 15. If the first three bytes are wrong, the kind is another or missing, return {no}; an incomplete last color is dropped.",
            f"How do I parse a .tpl palette? {form}; output 15-bit words, red lowest; v >> 3 for RGB; bad magic, short header or unknown kind -> {no}",
            f"Users bring palettes from other editors: {form}. Everything shall become CGRAM words (red in the low bits, bit 15 clear, truncate to 5 bits). {no[0].upper() + no[1:]} for files that aren't such a palette; trailing bytes that make no color are skipped.",
        ),
    )


def transparent_of_trns(rng: random.Random) -> Made:
    limit = rng.choice((128, 255, 1))
    op = {128: "< 128", 255: "!= 255", 1: "== 0"}[limit]
    body = f"int found = -1;\nfor (size_t i = 0; i < alpha.size(); ++i)\n  if (alpha[i] {op}) {{\n    found = i;\n    break;\n  }}\nif (found <= 0) return found;\nstd::swap(palette[0], palette[found]);\nfor (uint8_t& pixel : pixels)\n  if (pixel == found) pixel = 0;\n  else if (pixel == 0) pixel = found;\nreturn found;"

    def oracle(alpha: list[int], palette: list[int], pixels: list[int]) -> int:
        clear = [a < limit if limit != 255 else a != 255 for a in alpha]
        n = clear.index(True) if any(clear) else -1
        if n > 0:
            swap = {0: n, n: 0}
            palette[0], palette[n] = palette[n], palette[0]
            pixels[:] = [swap.get(p, p) for p in pixels]
        return n

    def given(r: random.Random) -> list[object]:
        count = r.randrange(1, 6)
        alpha = [r.choice((255, 255, 255, 0, 127, 128)) for _ in range(r.randrange(0, count + 1))]
        return [alpha, [r.randrange(0x8000) for _ in range(count)], [r.randrange(count) for _ in range(8)]]

    cond = {128: "below 128", 255: "other than 255", 1: "0"}[limit]
    return Made(
        f"int @f({BYTES} alpha, std::vector<uint16_t>& palette, std::vector<uint8_t>& pixels)",
        body,
        oracle,
        given,
        (
            f"PNG import: the first palette entry with alpha {cond} (list may be short: the rest is opaque) becomes entry 0, by swapping colors and pixel numbers. Return its old index, -1 if none (then change nothing).",
            f"Write a function that moves the transparent color of an imported picture to index 0, as the SNES needs it. `alpha` has an opacity for the first palette entries, further ones are opaque; never more than there are colors. The first entry whose alpha is {cond} changes places with entry 0 in `palette`, and in `pixels` both numbers are exchanged. Return the index it had; -1 and no change if there is none.",
            f"How do I use a tRNS chunk with SNES sprites? first i with alpha[i] {cond}: swap it with color 0 in palette and pixels; result i or -1; alpha may be shorter than the palette",
            f"GIMP puts the transparent index anywhere, hardware wants 0. Find the first alpha value that is {cond}, exchange this color with number 0 everywhere (palette and pixel data), and tell me where it was, or -1.",
        ),
    )


def xpm_of_picture(rng: random.Random) -> Made:
    letters = rng.choice((".abcdefghijklmno", " .+:#$%&*=-;>,!o", "0123456789ABCDEF"))
    rows_only = rng.random() < 0.6
    head = ""
    if not rows_only:
        head = 'text += "\\"" + std::to_string(width) + " " + std::to_string(pixels.size() / width) + " 16 1\\",\\n";\n'
    body = f'std::string text;\n{head}for (size_t i = 0; i < pixels.size(); ++i) {{\n  if (i % width == 0) text += \'"\';\n  text += "{letters}"[pixels[i] & 15];\n  if (i % width + 1u == static_cast<size_t>(width)) text += "\\",\\n";\n}}\nreturn text;'

    def oracle(pixels: list[int], width: int) -> str:
        lines = ["".join(letters[p % 16] for p in row) for row in in_rows(pixels, width)]
        if not rows_only:
            lines.insert(0, f"{width} {len(lines)} 16 1")
        return "".join(f'"{line}",\n' for line in lines)

    first = "" if rows_only else " The first line holds `width height 16 1` in the same quotes."
    return Made(
        f"std::string @f({BYTES} pixels, int width)",
        body,
        oracle,
        lambda r: [some_pixels(r, (w := r.randrange(1, 6)) * r.randrange(0, 4), 20, 0.3), w],
        (
            f"Picture as XPM-like text: each row of `width` pixels is a line of characters from `{letters}` (index = lower 4 bits), in double quotes, followed by a comma and a newline.{first}",
            f"Write a function that prints an indexed picture as C strings. A pixel is the character number (pixel mod 16) of `{letters}` (counted from 0). Each row of `width` pixels becomes a line: a double quote, the characters, a double quote, a comma and a newline.{first} There are whole rows only, perhaps none.",
            f'How do I dump a sprite as XPM rows? chars "{letters}"[p & 15], line format "...",\\n for every row.{first} whole rows',
            f"For bug reports I want pictures as text that a C program could include: quoted rows with a comma at the end of each, one of 16 characters a pixel (`{letters}`, by the low nibble), LF after every line.{first}",
        ),
    )


def tile_of_ascii_art(rng: random.Random) -> Made:
    bpp = rng.choice((1, 2, 4))
    size = 8 * bpp
    chars = {1: ".#", 2: ".123", 4: ".123456789ABCDEF"}[bpp]
    bad = rng.choice(("zero", "last"))
    if bad == "zero":
        find = f'size_t color = std::string("{chars}").find(line[x]);\n    if (color == std::string::npos) color = 0;'
    else:
        find = f'size_t color = std::min<size_t>(std::string("{chars}").find(line[x]), {len(chars) - 1});'
    body = f"std::vector<uint8_t> tile({size});\nfor (size_t y = 0; y < 8 && y < lines.size(); ++y) {{\n  const std::string& line = lines[y];\n  for (size_t x = 0; x < 8 && x < line.size(); ++x) {{\n    {find}\n    for (int p = 0; p < {bpp}; ++p)\n      if (color >> p & 1) tile[{({1: 'y', 2: 'y * 2 + p', 4: 'p / 2 * 16 + y * 2 + p % 2'})[bpp]}] |= 0x80 >> x;\n  }}\n}}\nreturn tile;"

    def oracle(lines: list[str]) -> list[int]:
        rows = []
        for line in [*lines, *[""] * 8][:8]:
            line = line[:8].ljust(8, ".")
            rows.append([chars.index(c) if c in chars else (0 if bad == "zero" else len(chars) - 1) for c in line])
        return tile_bytes(rows, bpp)

    def given(r: random.Random) -> list[object]:
        pool = chars + "...?"
        return [
            [
                "".join(r.choice(pool) for _ in range(r.choice((8, 8, 5, 0, 10))))
                for _ in range(r.choice((8, 8, 3, 0, 9)))
            ]
        ]

    other = "color 0" if bad == "zero" else f"color {len(chars) - 1}"
    return Made(
        f"{VECTOR} @f(const std::vector<std::string>& lines)",
        body,
        oracle,
        given,
        (
            f"ASCII art to a raw SNES {bpp}bpp tile: characters `{chars}` are colors 0 to {len(chars) - 1}, any other is {other}; missing pixels are 0, more than 8x8 is cut.",
            f"Write a function that makes a tile from text. Each string is a row of pixels; the characters of `{chars}` stand for the colors 0 to {len(chars) - 1} in this order, any other character for {other}. Rows shorter than 8 and missing rows are filled with 0, surplus characters and rows are ignored. Result: {size} bytes, bit 7 is the left pixel{', a byte a row' if bpp == 1 else '; each row has two bytes (plane 0, plane 1)' if bpp == 2 else '; 16 bytes with planes 0 and 1, two a row, then 16 with planes 2 and 3'}.",
            f"How do I write test tiles as strings and get {bpp}bpp planar bytes? `{chars}` = 0..{len(chars) - 1}, else {other}; pad with 0 / crop to 8x8",
            f"Unit tests read better with pictures in text form: up to eight strings of up to eight characters out of `{chars}` (position = color, unknown = {other}, longer input ignored, the rest 0). I need the tile as the PPU stores it.",
        ),
    )


def tile_as_data_lines(rng: random.Random) -> Made:
    style = rng.choice(("asar", "ca65", "c"))
    per = rng.choice((8, 16))
    start, prefix, sep, end = {
        "asar": ("db ", "$", ",", ""),
        "ca65": ("  .byte ", "$", ", ", ""),
        "c": ("  ", "0x", ", ", ","),
    }[style]
    body = f'std::string text;\nchar part[8];\nfor (size_t i = 0; i < data.size(); ++i) {{\n  text += i % {per} == 0 ? "{start}" : "{sep}";\n  snprintf(part, sizeof part, "{prefix}%02X", data[i]);\n  text += part;\n  if (i % {per} == {per - 1} || i + 1 == data.size()) text += "{end}\\n";\n}}\nreturn text;'

    def oracle(data: list[int]) -> str:
        return "".join(start + sep.join(f"{prefix}{b:02X}" for b in row) + end + "\n" for row in in_rows(data, per))

    said = {
        "asar": "`db ` and the bytes as $ and two upper-case hex digits, separated by commas without spaces",
        "ca65": "two spaces, `.byte ` and the bytes as $ and two upper-case hex digits, separated by a comma and a space",
        "c": "two spaces and the bytes as 0x and two upper-case hex digits, separated by a comma and a space, with a comma at the end as well",
    }[style]
    return Made(
        f"std::string @f({BYTES} data)",
        body,
        oracle,
        lambda r: [r.randbytes(r.choice((0, 1, per - 1, per, per + 3)))],
        (
            f"Graphics bytes as source lines, {per} a line: {said}; newline after each line (the last may be shorter).",
            f"Write a function that prints graphics data as source text. Each line has {per} bytes, the last one what is left: {said}. Every line ends with a newline; no data gives an empty text.",
            f"How do I dump tiles as {'C array lines' if style == 'c' else style + ' data lines'}? {per} bytes a line; {said}; LF at the end of every line",
            f"'Copy as source' in my tile editor: lines of {per} bytes, each {said}, LF-terminated. Empty input, empty text.",
        ),
    )


def targa_pixels(rng: random.Random) -> Made:
    rle = rng.random() < 0.6
    if rle:
        body = cpp(
            """
            std::vector<uint8_t> pixels;
            for (size_t at = 0; at < data.size() && pixels.size() < count;) {
              size_t n = (data[at] & 0x7F) + 1;
              bool run = data[at++] & 0x80;
              for (size_t i = 0; i < n && at < data.size() && pixels.size() < count; ++i) pixels.push_back(data[run ? at : at++]);
              if (run) ++at;
            }
            return pixels;
            """
        )

        def unpack(data: list[int], count: int) -> list[int]:
            out: list[int] = []
            rest = list(data)
            while rest and len(out) < count:
                head, *rest = rest
                n = head % 128 + 1
                if head > 127:
                    out += rest[:1] * n
                    rest = rest[1:]
                else:
                    out += rest[:n]
                    rest = rest[n:]
            return out[:count]

        def given(r: random.Random) -> list[object]:
            data: list[int] = []
            for _ in range(r.randrange(0, 5)):
                n = r.randrange(1, 6)
                data += [127 + n, r.randrange(256)] if r.random() < 0.5 else [n - 1, *r.randbytes(n)]
            return [data[: r.choice((99, len(data) - 1, 99))] if data else [], r.choice((3, 8, 20, 100))]

        rule = "a header byte h, then if bit 7 of h is set one pixel that is repeated (h & 0x7F) + 1 times, otherwise (h & 0x7F) + 1 single pixels"
        return Made(
            f"{VECTOR} @f({BYTES} data, size_t count)",
            body,
            unpack,
            given,
            (
                "Decode run-length packed pixels of an 8-bit TGA (image type 9), at most `count` pixels; stop quietly where the data end.",
                f"Write a function that unpacks the pixels of a run-length coded TGA file with a byte a pixel. Packets: {rule}. Stop after `count` pixels (the rest of a packet is dropped) or at the end of the data; a packet that is cut off gives the pixels that are there.",
                f"How do I decompress TGA RLE, 8 bits a pixel? packet = {rule}; never more than `count`, truncated input gives fewer",
                f"TGA import for indexed pictures: {rule}. I want the first `count` pixels, or as many as the file has if it ends early (also inside a packet).",
            ),
        )
    body = "int colors = data[5] | data[6] << 8;\nint table = data[1] == 1 ? colors * ((data[7] + 7) / 8) : 0;\nreturn {data[12] | data[13] << 8, data[14] | data[15] << 8, 18 + data[0] + table, data[17] >> 5 & 1};"

    def header(data: list[int]) -> list[int]:
        word = [int.from_bytes(bytes(data[at : at + 2]), "little") for at in (5, 12, 14)]
        table = word[0] * -(-data[7] // 8) if data[1] == 1 else 0
        return [word[1], word[2], sum((18, data[0], table)), int(f"{data[17]:08b}"[2])]

    def head_given(r: random.Random) -> list[object]:
        out = bytearray(r.randbytes(18))
        out[0] = r.choice((0, 5, 26))
        out[1] = r.choice((0, 1, 1))
        out[7] = r.choice((15, 16, 24, 32))
        out[6] = r.choice((0, 1))
        out[13], out[15] = r.choice((0, 1)), 0
        return [bytes(out)]

    fields = "byte 0: length of an ID text behind the header; byte 1: 1 if there is a color table; bytes 5-6: its number of colors, byte 7: bits of each (15, 16, 24 or 32, in whole bytes); bytes 12-13 width, 14-15 height; byte 17 bit 5: 1 if rows run from top to bottom"
    return Made(
        f"std::array<int, 4> @f({BYTES} data)",
        body,
        header,
        head_given,
        (
            f"TGA header (18 bytes; {fields}; little-endian): return {{width, height, offset of the pixels, top-down flag}}. ID text, then color table, then pixels.",
            f"Write a function that reads the header of a TGA file, 18 bytes, words little-endian. Of use are: {fields}. Behind the header follow the ID text, the color table (if any) and the pixels. Return width, height, the pixels' offset in the file, and the bit for the direction.",
            f"How do I find the pixel data in a Targa file? {fields}; layout: header 18, ID, color table, pixels; output {{w, h, offset, bit}}",
            f"From the first 18 bytes of a TGA I need size, start of the pixels and whether it is stored top-down: {fields}. The start is 18 plus ID length plus the color table's bytes (only if byte 1 is 1). All words are little-endian; the rest of the header doesn't matter.",
        ),
    )


def png_filters(rng: random.Random) -> Made:
    undo = rng.random() < 0.6
    kinds = rng.choice(("sub and up", "all but paeth"))
    average = kinds == "all but paeth"
    if undo:
        body = cpp(
            """
            std::vector<uint8_t> row(data.begin() + 1, data.end());
            for (size_t x = 0; x < row.size(); ++x) {
              int left = x > 0 ? row[x - 1] : 0, up = x < above.size() ? above[x] : 0;
              if (data[0] == 1) row[x] += left;
              if (data[0] == 2) row[x] += up;
              @average
            }
            return row;
            """,
            average="if (data[0] == 3) row[x] += (left + up) / 2;" if average else "",
        )
    else:
        body = cpp(
            """
            std::vector<uint8_t> data{kind};
            for (size_t x = 0; x < row.size(); ++x) {
              int left = x > 0 ? row[x - 1] : 0, up = x < above.size() ? above[x] : 0;
              int guess = kind == 1 ? left : kind == 2 ? up : @average;
              data.push_back(row[x] - guess);
            }
            return data;
            """,
            average="kind == 3 ? (left + up) / 2 : 0" if average else "0",
        )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def guess(kind: int, left: int, up: int) -> int:
        return {1: left, 2: up, 3: (left + up) // 2 if average else 0}.get(kind, 0)

    def unfilter(data: list[int], above: list[int]) -> list[int]:
        row = [0]
        for byte, up in zip(data[1:], above or [0] * len(data), strict=False):
            row.append((byte + guess(data[0], row[-1], up)) % 256)
        return row[1:]

    def apply(row: list[int], above: list[int], kind: int) -> list[int]:
        lefts = [0, *row]
        ups = above or [0] * len(row)
        return [kind, *[(v - guess(kind, le, up)) % 256 for v, le, up in zip(row, lefts, ups, strict=False)]]

    def given(r: random.Random) -> list[object]:
        width = r.randrange(0, 8)
        above = r.choice((r.randbytes(width), b"", r.randbytes(width)))
        kind = r.choice((0, 1, 2, 3)) if average else r.choice((0, 1, 2))
        row = bytes(r.choice((r.randrange(256), 7, 8)) for _ in range(width))
        return [bytes([kind]) + row, above] if undo else [row, above, kind]

    rules = "0 none, 1 the byte to the left, 2 the byte above" + (
        ", 3 half the sum of both, rounded down" if average else ""
    )
    if undo:
        asks = (
            f"Undo the PNG filter of a row with a byte a pixel: data[0] is the filter ({rules}), then the bytes; `above` is the finished row above, empty for the first one. mod 256.",
            f"Write a function that restores a row of an 8-bit PNG. The first byte of `data` is the filter, the rest are the filtered bytes, to which the filter's prediction is added modulo 256: {rules} (of restored bytes; outside of the picture 0). `above` is the restored previous row, or empty in the first row. Other filters don't occur.",
            f"How do I unfilter PNG scan lines (8 bits a pixel)? filter byte first; {rules}; missing neighbours are 0; above is empty or as long as the row",
            f"My PNG reader has inflated the data; now each row needs its prediction added back: {rules}, in bytes with wrap-around, neighbours beyond the edge 0. Return the row without the filter byte. (No other filters are used.)",
        )
    else:
        asks = (
            f"PNG filter for a row with a byte a pixel: output the filter number `kind`, then each byte minus its prediction ({rules}), mod 256. `above` is empty for the first row.",
            f"Write a function that filters a row for an 8-bit PNG. The result begins with `kind`, then follows each byte of `row` minus the prediction, modulo 256: {rules} (original bytes; outside of the picture 0). `above` is the previous row, or empty for the first. Other kinds don't occur.",
            f"How do I apply a PNG scan line filter (8 bits a pixel)? {rules}; missing neighbours count as 0; prefix the row with the kind",
            f"PNG export, filter step: kind byte, then differences to the prediction ({rules}) in wrapping bytes; at the left edge and above the first row (`above` empty) predictions use 0. Only these kinds are passed.",
        )
    return Made(
        f"{VECTOR} @f({BYTES} data, {BYTES} above)"
        if undo
        else f"{VECTOR} @f({BYTES} row, {BYTES} above, uint8_t kind)",
        body,
        unfilter if undo else apply,
        given,
        asks,
    )


def gimp_palette_line(rng: random.Random) -> Made:
    skip = rng.choice(("-1", "nullopt"))
    no = "std::nullopt" if skip == "nullopt" else "-1"
    body = cpp(
        """
        int parts[3], count = 0;
        size_t at = 0;
        while (count < 3) {
          while (at < line.size() && (line[at] == ' ' || line[at] == '\\t')) ++at;
          if (at >= line.size() || !isdigit(static_cast<unsigned char>(line[at]))) return @no;
          int value = 0;
          while (at < line.size() && isdigit(static_cast<unsigned char>(line[at]))) {
            value = value * 10 + (line[at++] - '0');
            if (value > 255) return @no;
          }
          parts[count++] = value;
        }
        return parts[0] >> 3 | (parts[1] >> 3) << 5 | (parts[2] >> 3) << 10;
        """,
        no=no,
    )

    def oracle(line: str) -> int | None:
        wrong = None if skip == "nullopt" else -1
        text = line.replace("\t", " ")
        values: list[int] = []
        while len(values) < 3:
            text = text.lstrip(" ")
            digits = text[: len(text) - len(text.lstrip("0123456789"))]
            if not digits or int(digits) > 255:
                return wrong
            values.append(int(digits) // 8)
            text = text[len(digits) :]
        return bgr(*values)

    def given(r: random.Random) -> list[object]:
        parts = [str(r.choice((0, 255, 8, r.randrange(256)))) for _ in range(3)]
        gap = r.choice((" ", "  ", "\t", " \t"))
        good = r.choice(("", " ", "  ")) + gap.join(parts)
        return [
            r.choice(
                (
                    good,
                    good,
                    good + "\tUntitled",
                    good + " 12",
                    "GIMP Palette",
                    "#",
                    "",
                    " 256 0 0",
                    " ".join(parts[:2]),
                    "12 x 3",
                )
            )
        ]

    result = "std::optional<uint16_t>" if skip == "nullopt" else "int"
    return Made(
        f"{result} @f({TEXT} line)",
        body,
        oracle,
        given,
        (
            f"A color line of a GIMP palette (three decimal numbers 0-255, blanks or tabs before and between, anything behind) to BGR555 (v / 8); every other line: {no}.",
            f"Write a function that parses a line of a .gpl palette file. A color line has, after optional blanks and tabs, red, green and blue as decimal numbers from 0 to 255 separated by blanks or tabs; what follows the third number doesn't matter. Return the SNES color with channels divided by 8 ({CHANNELS}), or {no} if the line isn't a color line.",
            f"How do I read colors from a GIMP palette line? skip spaces/tabs, three numbers <= 255, ignore the name after them; result r >> 3 | g >> 3 << 5 | b >> 3 << 10; headers and comments -> {no}",
            f"Importing .gpl: the reader goes line by line, and only lines starting (after white space: blank or tab) with three numbers up to 255, with white space between them, are colors. I need the 15-bit word (upper five bits of each), {no} for all other lines. A name may follow.",
        ),
    )


def planar_preview_text(rng: random.Random) -> Made:
    bpp = rng.choice((2, 4))
    size = 8 * bpp
    blocks = rng.random() < 0.5
    body = cpp(
        """
        std::string text;
        int count = tiles.size() / @size;
        for (int y = 0; y < 8; ++y) {
          for (int t = 0; t < count; ++t) {
            @gap
            for (int x = 7; x >= 0; --x) {
              int color = 0;
              for (int p = 0; p < @bpp; ++p) color |= (tiles[t * @size + @place] >> x & 1) << p;
              text += @sign;
            }
          }
          text += '\\n';
        }
        return text;
        """,
        size=size,
        bpp=bpp,
        place="y * 2 + p" if bpp == 2 else "p / 2 * 16 + y * 2 + p % 2",
        gap="if (t > 0) text += '|';" if blocks else "",
        sign='".123456789ABCDEF"[color]',
    )
    body = "\n".join(line for line in body.splitlines() if line.strip())

    def oracle(tiles: list[int]) -> str:
        pictures = [tile_rows(one, bpp) for one in in_rows(tiles, size) if len(one) == size]
        lines = []
        for y in range(8):
            parts = ["".join("." if c == 0 else f"{c:X}" for c in rows[y]) for rows in pictures]
            lines.append(("|" if blocks else "").join(parts))
        return "".join(f"{line}\n" for line in lines)

    bar = "with a `|` between two tiles" if blocks else "without a gap between tiles"
    return Made(
        f"std::string @f({BYTES} tiles)",
        body,
        oracle,
        lambda r: [b"".join(some_tile(r, size) for _ in range(r.randrange(0, 3))) + bytes(r.choice((0, 0, 3)))],
        (
            f"Print SNES {bpp}bpp tiles side by side as text, 8 lines, `.` for color 0, else the color as an upper-case hex digit, {bar}, newline after each line. Whole tiles.",
            f"Write a function that shows several raw {bpp}bpp tiles next to each other in a text of 8 lines. Each pixel is one character: `.` for color 0, otherwise the color's hexadecimal digit (upper case); tiles follow from left to right {bar}; every line ends with a newline, also if there is no tile. {size} bytes a tile: {'each row the byte of plane 0, then of plane 1' if bpp == 2 else '16 bytes with planes 0 and 1, two bytes a row, then 16 with planes 2 and 3'}; bit 7 is left; a partial tile is left out.",
            f"How do I log a strip of {bpp}bpp tiles? rows of '.1-{'3' if bpp == 2 else 'F'}' for all tiles {bar}, 8 lines with LF each; incomplete tile ignored",
            f"In test failures I print tiles in a row: line y shows row y of every tile, left to right, {bar}; a dot is transparent, other colors are hex digits. {bpp}bpp console format, eight LF-terminated lines in any case.",
        ),
    )


RECIPES = (
    pcx_scan_line,
    color_table_entries,
    tpl_palette_file,
    transparent_of_trns,
    xpm_of_picture,
    tile_of_ascii_art,
    tile_as_data_lines,
    targa_pixels,
    png_filters,
    gimp_palette_line,
    planar_preview_text,
)
