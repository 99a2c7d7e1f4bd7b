"""Palettes: BGR555 words and 24-bit colours, fades, mixes, cycles, sorting, nearest colours, files."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, cpp, hexadecimal
from oracle_lib.tasks.kit.cpp_recipes import BUFFER, WORD_BUFFER, WORDS, Made, of_recipes

SUBJECT = "palettes"


def draw(rng: random.Random) -> Problem:
    return of_recipes(__name__, SUBJECT, rng, RECIPES)


def _color(r: random.Random) -> int:
    return r.choice((0, 0x7FFF, 0x001F, 0x03E0, 0x7C00, r.randrange(0x8000), r.randrange(0x8000), r.randrange(0x8000)))


def _parts(color: int) -> list[int]:
    return [color % 32, color // 32 % 32, color // 1024 % 32]


def _joined(parts: list[int]) -> int:
    return parts[0] + 32 * parts[1] + 1024 * parts[2]


_WORD = "a SNES colour word has red in bits 0-4, green in bits 5-9 and blue in bits 10-14"


def pack_components(rng: random.Random) -> Made:
    given_bits = rng.choice((5, 8, 6))
    cut = rng.choice(("clamp", "mask")) if given_bits == 5 else "shift"
    order = rng.choice((("red", "green", "blue"), ("blue", "green", "red")))
    down = given_bits - 5
    value = {"clamp": "std::clamp({0}, 0, 31)", "mask": "({0} & 31)", "shift": f"({{0}} >> {down})"}[cut]
    r_, g_, b_ = (value.format(one) for one in ("red", "green", "blue"))
    body = f"return {r_} | {g_} << 5 | {b_} << 10;"

    def oracle(*three: int) -> int:
        named = dict(zip(order, three, strict=True))

        def five(one: int) -> int:
            return {"clamp": min(max(one, 0), 31), "mask": one % 32, "shift": one >> down}[cut]

        return _joined([five(named["red"]), five(named["green"]), five(named["blue"])])

    top = 1 << given_bits
    said = {
        "clamp": "components below 0 count as 0, above 31 as 31",
        "mask": "only the low five bits of each component are used",
        "shift": f"components have {given_bits} bits (0 to {top - 1}), of which the upper five are kept",
    }[cut]
    return Made(
        f"uint16_t @f({', '.join(f'int {one}' for one in order)})",
        body,
        oracle,
        lambda r: [
            r.choice((0, top - 1, r.randrange(top), r.choice((-3, 40, 32, 33)) if cut != "shift" else top // 2))
            for _ in range(3)
        ],
        (
            f"Write a function that makes a SNES colour word of {', '.join(order)}: red goes to bits 0-4, green to 5-9, blue to 10-14, bit 15 is 0; {said}.",
            f"How do I pack three components into BGR555 (red lowest)? {said[0].upper() + said[1:]}; the top bit stays clear.",
            f"color = R5 | G5 << 5 | B5 << 10; {said}",
            f"The sliders of my palette editor deliver {order[0]}, {order[1]} and {order[2]}. Turn them into the 15-bit word for CGRAM, red in the lowest five bits and blue in the highest; {said}.",
        ),
    )


def component(rng: random.Random) -> Made:
    name, shift = rng.choice((("red", 0), ("green", 5), ("blue", 10)))
    how = rng.choice(("5", "x8", "repeat"))
    base = f"color >> {shift} & 31" if shift else "color & 31"
    body = {
        "5": f"return {base};",
        "x8": f"return ({base}) * 8;",
        "repeat": f"int value = {base};\nreturn value << 3 | value >> 2;",
    }[how]
    said = {
        "5": "as a number from 0 to 31",
        "x8": "times 8",
        "repeat": "widened to 8 bits by repeating its upper three bits below (v * 8 + v / 4)",
    }[how]

    def oracle(color: int) -> int:
        value = _parts(color)[shift // 5]
        return {"5": value, "x8": value * 8, "repeat": value * 8 + value // 4}[how]

    return Made(
        "int @f(uint16_t color)",
        body,
        oracle,
        lambda r: [r.choice((_color(r), r.getrandbits(16)))],
        (
            f"Write a function that returns the {name} component of a BGR555 colour {said}. The component is in bits {shift} to {shift + 4}.",
            f"How do I read {name} from a SNES colour word? Five bits from bit {shift} on, {said}.",
            f"{name} = (color / {1 << shift}) mod 32, {said}",
            f"The {name} slider needs a value when a palette entry is picked: bits {shift}-{shift + 4} of the word, {said}. Bit 15 may be anything.",
        ),
    )


def decode_palette(rng: random.Random) -> Made:
    count = rng.choice((16, 8, 4, 15))
    mask = rng.random() < 0.5
    base = rng.choice((0, rng.randrange(1, 20) * 2))
    body = cpp(
        """
        std::vector<uint16_t> colors;
        for (size_t at = @base; colors.size() < @count && at + 1 < data.size(); at += 2)
          colors.push_back(@value);
        return colors;
        """,
        base=base,
        count=count,
        value="(data[at] | data[at + 1] << 8) & 0x7FFF" if mask else "data[at] | data[at + 1] << 8",
    )

    def oracle(data: list[int]) -> list[int]:
        part = data[base : base + 2 * count]
        return [
            (low + 256 * high) % (0x8000 if mask else 0x10000) for low, high in zip(part[::2], part[1::2], strict=False)
        ]

    top = "the top bit of each is cleared" if mask else "as they are stored"
    where = f"from offset {base} on" if base else "from its start"
    return Made(
        f"std::vector<uint16_t> @f({BYTES} data)",
        body,
        oracle,
        lambda r: [
            r.randbytes(
                r.choice((base, base + 1, base + 2 * count, base + 2 * count - 1, r.randrange(base + 2 * count + 9)))
            )
        ],
        (
            f"Write a function that reads up to {count} little-endian colour words from `data`, {where}, {top}. It stops early where no whole word is left.",
            f"How do I load a palette of {count} SNES colours from raw bytes? Two bytes each, low byte first, {where}; {top}; fewer if the data ends (half a word is dropped).",
            f"colors[i] = data[{base} + 2i] + 256 * data[{base} + 2i + 1]{' mod $8000' if mask else ''}, i < {count}, while both bytes exist",
            f"A .pal dump is loaded into the palette view, which has room for {count} entries. The words lie {where} of the file, low byte first; {top}. A short file fills fewer entries.",
        ),
    )


def encode_palette(rng: random.Random) -> Made:
    fmt = rng.choice(("snes", "rgb24", "rgb24x8"))
    if fmt == "snes":
        lines = "data.push_back(color & 0xFF);\n  data.push_back(color >> 8 & 0x7F);"
        said = "two bytes a colour, low byte first, the top bit cleared"
    else:
        wide = "value * 255 / 31" if fmt == "rgb24" else "value * 8"
        lines = f"for (int shift : {{0, 5, 10}}) {{\n    int value = color >> shift & 31;\n    data.push_back({wide});\n  }}"
        said = f"three bytes a colour in the order red, green, blue; a component v of 0..31 becomes {'v * 255 / 31 (rounded down)' if fmt == 'rgb24' else 'v * 8'}"
    skip = rng.random() < 0.3
    first = "\n".join(
        ["std::vector<uint8_t> data;", "for (uint16_t color : colors) {", f"  {lines}", "}", "return data;"]
    )
    body = (
        first.replace(
            "for (uint16_t color : colors) {\n",
            "for (size_t i = 1; i < colors.size(); ++i) {\n  uint16_t color = colors[i];\n",
        )
        if skip
        else first
    )

    def oracle(colors: list[int]) -> list[int]:
        out: list[int] = []
        for color in colors[int(skip) :]:
            if fmt == "snes":
                out += (color % 0x8000).to_bytes(2, "little")
            else:
                out += [v * 255 // 31 if fmt == "rgb24" else v * 8 for v in _parts(color)]
        return out

    left = " The first colour is left out." if skip else ""
    return Made(
        f"std::vector<uint8_t> @f({WORDS} colors)",
        body,
        oracle,
        lambda r: [[r.choice((_color(r), r.getrandbits(16))) for _ in range(r.randrange(0, 17))]],
        (
            f"Write a function that saves a palette as bytes: {said}. Input colours are BGR555 words: {_WORD}.{left}",
            f"How do I export SNES colours (red lowest, 5 bits each) to a file with {said}?{left}",
            f"colors -> bytes; {said}; source bits: rrrrr = 0-4, ggggg = 5-9, bbbbb = 10-14.{left}",
            f'The "save palette" command writes {said}. What I have are 15-bit words in the console\'s layout ({_WORD}).{left}',
        ),
    )


def scale_brightness(rng: random.Random) -> Made:
    top = rng.choice((15, 16, 31, 32, 100, 256))
    whole = rng.random() < 0.5
    kind = f"{WORD_BUFFER} colors" if whole else "uint16_t color"
    step = "int value = (color >> shift & 31) * level / @top;"
    if whole:
        body = cpp(
            "for (uint16_t& color : colors) {\n  uint16_t dark = 0;\n  for (int shift = 0; shift < 15; shift += 5) {\n    "
            + step
            + "\n    dark |= value << shift;\n  }\n  color = dark;\n}",
            top=top,
        )
    else:
        body = cpp(
            "uint16_t dark = 0;\nfor (int shift = 0; shift < 15; shift += 5) {\n  "
            + step
            + "\n  dark |= value << shift;\n}\nreturn dark;",
            top=top,
        )

    def one(color: int, level: int) -> int:
        return _joined([part * level // top for part in _parts(color)])

    def oracle(given: object, level: int) -> object:
        if isinstance(given, list):
            given[:] = [one(color, level) for color in given]
            return None
        assert isinstance(given, int)
        return one(given, level)

    what = "each colour of a palette, in place," if whole else "a colour"
    return Made(
        f"{'void' if whole else 'uint16_t'} @f({kind}, int level)",
        body,
        oracle,
        lambda r: [
            [_color(r) for _ in range(r.randrange(1, 9))] if whole else _color(r),
            r.choice((0, 1, top, top - 1, r.randrange(top + 1))),
        ],
        (
            f"Write a function that darkens {what} to `level`/{top} of its brightness: each 5-bit component is multiplied by `level` (0 to {top}) and divided by {top}, rounding down. Components: {_WORD}.",
            f"How do I fade BGR555 towards black? For red, green and blue (bits 0-4, 5-9, 10-14): c * level / {top}, integer division, level from 0 to {top}. It should treat {what.rstrip(',')}. Bit 15 of the result is 0.",
            f"c' = floor(c * level / {top}) for the three 5-bit fields at bits 0, 5, 10; 0 <= level <= {top}",
            f"A fade-out preview steps `level` from {top} (full) down to 0 (black). {'Apply it to all entries of the vector' if whole else 'Return the dimmed colour'}: multiply every 5-bit component by the level, divide by {top}, drop the remainder.",
        ),
    )


def mix_colors(rng: random.Random) -> Made:
    mode = rng.choice(("average", "add", "subtract", "add half", "max", "min"))
    expr = {
        "average": "(x + y) / 2",
        "add": "std::min(x + y, 31)",
        "subtract": "std::max(x - y, 0)",
        "add half": "std::min(x + y / 2, 31)",
        "max": "std::max(x, y)",
        "min": "std::min(x, y)",
    }[mode]
    body = f"uint16_t result = 0;\nfor (int shift = 0; shift < 15; shift += 5) {{\n  int x = a >> shift & 31, y = b >> shift & 31;\n  result |= {expr} << shift;\n}}\nreturn result;".replace(
        f"|= {expr} <<", f"|= ({expr}) <<" if mode == "average" else f"|= {expr} <<"
    ).replace("((x + y) / 2)", "((x + y) / 2)")

    def oracle(a: int, b: int) -> int:
        def one(x: int, y: int) -> int:
            both = {
                "average": (x + y) // 2,
                "add": x + y,
                "subtract": x - y,
                "add half": x + y // 2,
                "max": max(x, y),
                "min": min(x, y),
            }[mode]
            return min(31, max(0, both))

        return _joined([one(x, y) for x, y in zip(_parts(a), _parts(b), strict=True)])

    what = {
        "average": "the average of the two, rounded down",
        "add": "their sum, but at most 31",
        "subtract": "that of `a` minus that of `b`, but at least 0",
        "add half": "that of `a` plus half of that of `b` (halved rounding down before adding), at most 31",
        "max": "the larger of the two",
        "min": "the smaller of the two",
    }[mode]
    return Made(
        "uint16_t @f(uint16_t a, uint16_t b)",
        body,
        oracle,
        lambda r: [_color(r), _color(r)],
        (
            f"Write a function that mixes two BGR555 colours: each component of the result is {what}. ({_WORD[0].upper() + _WORD[1:]}.)",
            f"How do I simulate the SNES's colour math on two 15-bit words? For every 5-bit component (at bits 0, 5 and 10): {what}.",
            f"{mode}: per component, result = {expr.replace('std::', '')} with x of a, y of b (5 bits each, three fields from bit 0)",
            f"The layer preview has a subscreen colour `b` over a main colour `a`. Blend them so that red, green and blue each are {what}; red is in the low five bits, then green, then blue.",
        ),
    )


def gray(rng: random.Random) -> Made:
    weights = rng.choice(((1, 1, 1, 3), (2, 5, 1, 8), (3, 6, 1, 10), (5, 9, 2, 16), (1, 2, 1, 4)))
    r_, g_, b_, total = weights
    level = f"({r_} * red + {g_} * green + {b_} * blue) / {total}".replace("1 * ", "")
    body = f"int red = color & 31, green = color >> 5 & 31, blue = color >> 10 & 31;\nint level = {level};\nreturn level | level << 5 | level << 10;"

    def oracle(color: int) -> int:
        value = sum(w * p for w, p in zip(weights, _parts(color), strict=False)) // total
        return value * 0x421

    formula = f"({r_}R + {g_}G + {b_}B) / {total}"
    return Made(
        "uint16_t @f(uint16_t color)",
        body,
        oracle,
        lambda r: [_color(r)],
        (
            f"Write a function that turns a BGR555 colour grey: all three components become {formula}, rounded down ({_WORD}).",
            f"How do I desaturate a SNES colour? New red = green = blue = {formula} with integer division; fields are 5 bits, red lowest.",
            f"Y = {formula}; result = Y * (1 + 32 + 1024); R, G, B = bits 0-4, 5-9, 10-14",
            f"For flashback rooms my editor makes a grey version of each colour. Weigh red {r_}, green {g_} and blue {b_}, divide by {total} (drop the fraction), and put the result into all three 5-bit fields.",
        ),
    )


def invert_colors(rng: random.Random) -> Made:
    first, keep = rng.choice((0, 1, 1, 2)), rng.random() < 0.5
    body = f"for (size_t i = {first}; i < colors.size(); ++i) colors[i] {'^= 0x7FFF' if keep else '= ~colors[i] & 0x7FFF'};"

    def oracle(colors: list[int]) -> None:
        for place in range(first, len(colors)):
            inverted = _joined([31 - part for part in _parts(colors[place])])
            colors[place] = inverted + (colors[place] & 0x8000 if keep else 0)

    said = (
        f"The first {first} entr{'y is' if first == 1 else 'ies are'} left alone."
        if first
        else "All entries are changed."
    )
    bit = "Bit 15 stays as it is" if keep else "Bit 15 becomes 0"
    return Made(
        f"void @f({WORD_BUFFER} colors)",
        body,
        oracle,
        lambda r: [[r.getrandbits(16) for _ in range(r.randrange(0, 9))]],
        (
            f"Write a function that inverts a palette of BGR555 words in place, so that each 5-bit component c becomes 31 - c. {bit}. {said}",
            f"How do I make the negative of a SNES palette? All three components of every colour word turn into 31 minus themselves; {bit[0].lower() + bit[1:]}. {said}",
            f"colors[i] = colors[i] with bits 0-14 flipped, for i >= {first}; {bit[0].lower() + bit[1:]}",
            f'A "negative" filter for the palette window: flip the 15 colour bits of the entries. {said} {bit}.',
        ),
    )


def rotate_range(rng: random.Random) -> Made:
    right = rng.random() < 0.5
    inclusive = rng.random() < 0.5
    end = "last + 1" if inclusive else "last"
    middle = "colors.begin() + first + 1" if not right else f"colors.begin() + {end} - 1"
    body = f"if (first >= {end} || {end} > colors.size()) return;\nstd::rotate(colors.begin() + first, {middle}, colors.begin() + {end});"

    def oracle(colors: list[int], first: int, last: int) -> None:
        stop = last + 1 if inclusive else last
        if first < stop <= len(colors):
            part = colors[first:stop]
            colors[first:stop] = part[-1:] + part[:-1] if right else part[1:] + part[:1]

    way = "up, the last one going to the front" if right else "down, the first one going to the end"
    span = "`first` to `last`, both included" if inclusive else "`first` up to but not including `last`"
    return Made(
        f"void @f({WORD_BUFFER} colors, size_t first, size_t last)",
        body,
        oracle,
        lambda r: [[r.getrandbits(15) for _ in range(r.randrange(1, 17))], r.randrange(8), r.randrange(18)],
        (
            f"Write a function that rotates a part of a palette by one: the entries {span} move one place {way}. If the range is empty or leaves the palette, nothing happens.",
            f"How do I do one step of palette cycling? Entries {span}, each {'to the next higher' if right else 'to the next lower'} index, {way.split(', ')[1]}; ignore ranges that are empty or reach past the end.",
            f"cycle {'up' if right else 'down'} within {'[first, last]' if inclusive else '[first, last)'} by 1; no-op for empty or out-of-range spans",
            f"Waterfalls are animated by shifting colours. Each tick call this for the range {span}: every colour moves {way}. Bad ranges (empty, or beyond the vector) must do nothing.",
        ),
    )


def nibble_rows(rng: random.Random) -> Made:
    per = rng.choice((16, 16, 4, 8))
    rows = rng.choice((8, 16, 4))
    inverse = rng.random() < 0.4
    if inverse:
        return Made(
            "std::array<int, 2> @f(int index)",
            f"return {{index / {per}, index % {per}}};",
            lambda index: list(divmod(index, per)),
            lambda r: [r.randrange(per * rows)],
            (
                f"Write a function that splits a CGRAM index (0 or more) into the palette row and the colour within it, as {{row, colour}}; a row has {per} colours.",
                f"How do I know which palette and which entry a colour index belongs to? {per} entries a palette; return {{palette, entry}} for an index that is never negative.",
                f"index -> {{index div {per}, index mod {per}}}",
                f'Hovering over the colour grid gives me a number from 0 to {per * rows - 1}. I show "palette p, colour c" with {per} colours in each palette; return p and c.',
            ),
        )
    byte = rng.random() < 0.5
    unit = "byte offset (two bytes a colour)" if byte else "index"
    factor = 2 if byte else 1
    return Made(
        "int @f(int row, int color)",
        f"if (row < 0 || row >= {rows} || color < 0 || color >= {per}) return -1;\nreturn {'(' if byte else ''}row * {per} + color{') * 2' if byte else ''};",
        lambda row, color: (row * per + color) * factor if row in range(rows) and color in range(per) else -1,
        lambda r: [
            r.choice((0, rows - 1, rows, -1, r.randrange(rows), r.randrange(rows))),
            r.choice((0, per - 1, per, -1, r.randrange(per), r.randrange(per))),
        ],
        (
            f"Write a function that returns the CGRAM {unit} of colour `color` in palette row `row`: there are {rows} rows of {per} colours, one row after the other. Anything outside gives -1.",
            f"How do I get from palette {rows - 1} at most, colour {per - 1} at most, to the {unit} in CGRAM? Rows of {per} lie in sequence; out of range (also negative) is -1.",
            f"{factor} * (row * {per} + color), or -1 unless 0 <= row < {rows} and 0 <= color < {per}".replace(
                "1 * (row", "(row"
            ),
            f"My palette grid has {rows} lines of {per} swatches. For a swatch at (`row`, `color`) I need the {unit}; -1 when the mouse is outside the grid.",
        ),
    )


def fade_step(rng: random.Random) -> Made:
    step = rng.choice((1, 1, 2, 3))
    move = (
        f"from += std::clamp(to - from, -{step}, {step});"
        if step > 1
        else "if (from != to) from += from < to ? 1 : -1;"
    )
    body = cpp(
        """
        uint16_t next = 0;
        for (int shift = 0; shift < 15; shift += 5) {
          int from = color >> shift & 31, to = target >> shift & 31;
          @move
          next |= from << shift;
        }
        return next;
        """,
        move=move,
    )

    def moved(color: int, target: int) -> int:
        return _joined([x + max(-step, min(step, y - x)) for x, y in zip(_parts(color), _parts(target), strict=True)])

    said = f"by at most {step}, never past it" if step > 1 else "by 1, unless it is there"
    if rng.random() < 0.4:
        body = cpp(
            """
            bool done = true;
            for (size_t i = 0; i < colors.size(); ++i) {
              uint16_t next = 0;
              for (int shift = 0; shift < 15; shift += 5) {
                int from = colors[i] >> shift & 31, to = targets[i] >> shift & 31;
                @move
                if (from != to) done = false;
                next |= from << shift;
              }
              colors[i] = next;
            }
            return done;
            """,
            move=move,
        )

        def all_of(colors: list[int], targets: list[int]) -> bool:
            colors[:] = [moved(x, y) for x, y in zip(colors, targets, strict=True)]
            return all(x == y % 0x8000 for x, y in zip(colors, targets, strict=True))

        def given(r: random.Random) -> list[object]:
            targets = [_color(r) for _ in range(r.randrange(1, 6))]
            near = r.random() < 0.6
            return [
                [
                    _joined([max(0, min(31, p + r.choice((-1, 0, 1)))) for p in _parts(t)]) if near else _color(r)
                    for t in targets
                ],
                targets,
            ]

        return Made(
            f"bool @f({WORD_BUFFER} colors, {WORDS} targets)",
            body,
            all_of,
            given,
            (
                f"Write a function that moves each 5-bit component of every colour in `colors` towards that of the same entry of `targets` {said}, and returns whether all colours have now arrived. Both have the same size; components are at bits 0, 5 and 10, bit 15 becomes 0.",
                f"How do I do one frame of a palette fade? Components of `colors` go {said} towards `targets` (equal length, BGR555 without bit 15). True once nothing is left to do.",
                f"for each entry, for each field at bits 0, 5, 10: move towards the target {said}; result: all equal",
                f"A room transition fades from one palette to another: red, green and blue of each entry change {said}, per call. When the call leaves every entry at its target, say true so that I can stop.",
            ),
        )
    return Made(
        "uint16_t @f(uint16_t color, uint16_t target)",
        body,
        moved,
        lambda r: [_color(r), _color(r)],
        (
            f"Write a function that moves each component of a BGR555 colour towards the one of `target` {said}, and returns the new colour ({_WORD}).",
            f"How do I fade one SNES colour into another, a step per frame? Every 5-bit component moves in the direction of the target's {said}.",
            f"per field: c += clamp(t - c, -{step}, {step}); fields of 5 bits at 0, 5, 10",
            f"Each frame the sky colour should come nearer to the night colour: red, green and blue each {said}. Give me the next colour word.",
        ),
    )


def format_color(rng: random.Random) -> Made:
    listed = rng.random() < 0.5
    mark, separator = rng.choice((("$", ","), ("0x", " "), ("", "/"), ("#$", ";")))
    letter = rng.choice("xX")
    if listed:
        body = f'return std::to_string(color & 31) + "{separator}" + std::to_string(color >> 5 & 31) + "{separator}" + std::to_string(color >> 10 & 31);'
        said = f'"R{separator}G{separator}B", the three components (0 to 31) in decimal with "{separator}" between them'
    else:
        body = f'char text[8];\nstd::snprintf(text, sizeof text, "{mark}%04{letter}", color & 0x7FFF);\nreturn text;'
        said = f"{f'{chr(34)}{mark}{chr(34)} and ' if mark else ''}four {'lower' if letter == 'x' else 'upper'}-case hexadecimal digits of its lower 15 bits"

    def oracle(color: int) -> str:
        if listed:
            return separator.join(map(str, _parts(color)))
        digits = f"{color % 0x8000:04x}"
        return mark + (digits if letter == "x" else digits.upper())

    return Made(
        "std::string @f(uint16_t color)",
        body,
        oracle,
        lambda r: [r.choice((_color(r), r.getrandbits(16)))],
        (
            f"Write a function that formats a SNES colour word as {said}. Red is in bits 0-4, green in 5-9, blue in 10-14.",
            f"How do I print a BGR555 colour for a tooltip as {said}? (Red is the lowest five bits, blue bits 10-14.)",
            f"color -> text: {said}; R = bits 0-4, G = 5-9, B = 10-14",
            f"The palette window shows each entry as {said}. Bit 15 of the word means nothing; red comes first in the word (lowest bits), then green, then blue.",
        ),
    )


def duplicate_entries(rng: random.Random) -> Made:
    first = rng.choice((0, 1))
    mask = rng.random() < 0.5
    same = "((colors[i] ^ colors[j]) & 0x7FFF) == 0" if mask else "colors[i] == colors[j]"
    body = cpp(
        """
        std::vector<uint8_t> doubles;
        for (size_t i = @start; i < colors.size(); ++i)
          for (size_t j = @first; j < i; ++j)
            if (@same) {
              doubles.push_back(static_cast<uint8_t>(i));
              break;
            }
        return doubles;
        """,
        start=first,
        first=first,
        same=same,
    )

    def oracle(colors: list[int]) -> list[int]:
        seen: set[int] = set()
        found = []
        for place, color in list(enumerate(colors))[first:]:
            key = color % 0x8000 if mask else color
            if key in seen:
                found.append(place)
            seen.add(key)
        return found

    rule = "Bit 15 is not compared." if mask else "All 16 bits are compared."
    skip = " Entry 0 takes no part at all." if first else ""
    return Made(
        f"std::vector<uint8_t> @f({WORDS} colors)",
        body,
        oracle,
        lambda r: [[r.choice((0x1234, 0x9234, 0x7FFF, 0, r.getrandbits(15))) for _ in range(r.randrange(0, 16))]],
        (
            f"Write a function that returns the indices, ascending, of the palette entries (at most 256) that equal an earlier entry. {rule}{skip}",
            f"How do I list the redundant colours of a palette? I want the index of each one that already occurred at a lower index. {rule}{skip}",
            f"[i : exists j, {first} <= j < i, colors[j] == colors[i]] in order, for i >= {first}. {rule}",
            f'"Find unused slots": each colour that repeats one before it could be freed, so mark them. Return their numbers from low to high. {rule}{skip}',
        ),
    )


def palette_sum(rng: random.Random) -> Made:
    what = rng.choice(("brightest", "darkest"))
    first = rng.choice((0, 1))
    better = ">" if what == "brightest" else "<"
    body = cpp(
        """
        int best = -1, most = 0;
        for (size_t i = @first; i < colors.size(); ++i) {
          int sum = (colors[i] & 31) + (colors[i] >> 5 & 31) + (colors[i] >> 10 & 31);
          if (best < 0 || sum @better most) best = static_cast<int>(i), most = sum;
        }
        return best;
        """,
        first=first,
        better=better,
    )

    def oracle(colors: list[int]) -> int:
        sums = [(sum(_parts(color)), -place) for place, color in enumerate(colors)][first:]
        if not sums:
            return -1
        return -max(sums)[1] if what == "brightest" else -min(sums, key=lambda one: (one[0], -one[1]))[1]

    skip = " Entry 0 is not looked at." if first else ""
    return Made(
        f"int @f({WORDS} colors)",
        body,
        oracle,
        lambda r: [[_color(r) for _ in range(r.randrange(0, 10))]],
        (
            f"Write a function that returns the index of the {what} colour, the one with the {'largest' if what == 'brightest' else 'smallest'} sum of its three 5-bit components (bits 0-4, 5-9, 10-14); the lowest index on ties, -1 if there is none.{skip}",
            f"How do I find the {what} entry of a BGR555 palette? Brightness = red + green + blue; first one wins a tie; -1 when no entry can be chosen.{skip}",
            f"arg{'max' if what == 'brightest' else 'min'} of R+G+B over i >= {first}, smallest i on ties, else -1",
            f"For the {'highlight' if what == 'brightest' else 'outline'} colour my tool picks the {what} palette entry (add the three components of the word).{skip} Equal ones: take the first. Nothing there: -1.",
        ),
    )


def apply_swap_table(rng: random.Random) -> Made:
    keep = rng.random() < 0.5
    shift = rng.choice((4, 4, 3, 2))
    low = (1 << shift) - 1
    body = cpp(
        """
        for (uint8_t& pixel : pixels) {
          size_t row = pixel >> @shift;
          if (row < rows.size()@guard) pixel = rows[row] << @shift | (pixel & @low);
        }
        """,
        shift=shift,
        guard=f" && (pixel & {low}) != 0" if keep else "",
        low=low,
    )

    def oracle(pixels: list[int], rows: list[int]) -> None:
        for place, pixel in enumerate(pixels):
            row, color = divmod(pixel, low + 1)
            if row < len(rows) and (color or not keep):
                pixels[place] = (rows[row] * (low + 1) + color) % 256

    stay = f"Pixels whose lower {shift} bits are 0 are transparent and stay. " if keep else ""
    return Made(
        f"void @f({BUFFER} pixels, {BYTES} rows)",
        body,
        oracle,
        lambda r: [
            r.randbytes(r.randrange(1, 20)),
            [r.randrange(256 >> shift) for _ in range(r.randrange(1, min(16, 256 >> shift) + 1))],
        ],
        (
            f"Write a function that moves pixels to other palette rows, in place: a pixel's row is its value divided by {1 << shift}, and it becomes `rows[row]` while the lower {shift} bits stay. {stay}Rows beyond the end of `rows` are not changed. Elements of `rows` are below {256 >> shift}.",
            f"How do I remap palette rows of an 8-bit picture? pixel = row * {1 << shift} + colour; row -> rows[row] (below {256 >> shift}), colour unchanged. {stay}If `rows` has no entry for a row, leave the pixel.",
            f"p -> rows[p >> {shift}] << {shift} | p & {hexadecimal(low)}, only where p >> {shift} < size of rows. {stay}(rows[i] < {256 >> shift})".strip(),
            f"After merging two palettes the rows have new numbers, listed in `rows` by old number (all below {256 >> shift}). Fix my bitmap: the upper {8 - shift} bits of a pixel are its row, the rest the colour in it. {stay}Unlisted rows stay.",
        ),
    )


RECIPES = (
    pack_components,
    component,
    decode_palette,
    encode_palette,
    scale_brightness,
    mix_colors,
    gray,
    invert_colors,
    rotate_range,
    nibble_rows,
    fade_step,
    format_color,
    duplicate_entries,
    palette_sum,
    apply_swap_table,
)
