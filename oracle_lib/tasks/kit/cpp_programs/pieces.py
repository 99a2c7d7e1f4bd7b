"""What composed functions are put together from: numbers in memory, bit fields, conditions, conversions, accumulations.

A piece is text of the language, and the words that ask for just that. Nothing here knows whole functions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oracle_lib.tasks.kit.cpp import hexadecimal
from oracle_lib.tasks.kit.cpp_programs.program import Choices

THEMES: dict[str, tuple[str, ...]] = {
    "room": ("music", "palette", "blockset", "collision", "effect", "tag", "floor"),
    "sprite": ("x", "y", "kind", "palette", "layer", "state", "timer"),
    "entrance": ("room", "x", "y", "scroll", "door", "music", "camera"),
    "exit": ("room", "area", "x", "y", "door", "flags"),
    "door": ("kind", "position", "side", "target", "key"),
    "chest": ("room", "item", "flags", "slot"),
    "enemy": ("health", "damage", "speed", "prize", "palette", "group"),
    "item": ("price", "icon", "count", "limit", "color"),
    "message": ("speaker", "speed", "window", "length", "color"),
    "map": ("width", "height", "tileset", "music", "weather"),
    "tile": ("number", "palette", "priority", "solid", "effect"),
    "object": ("x", "y", "size", "kind", "layer"),
    "track": ("tempo", "volume", "bank", "channel", "loop"),
    "warp": ("map", "x", "y", "facing", "sound"),
    "shop": ("item", "price", "stock", "keeper"),
    "animation": ("frame", "delay", "offset", "flip", "next"),
    "overlay": ("layer", "speed", "blend", "tile"),
    "spell": ("cost", "power", "target", "element"),
    "save": ("hearts", "rupees", "bombs", "arrows", "keys"),
    "bank": ("base", "size", "kind", "owner"),
}
"""Things that a game has many of, and the fields that one of them may have."""


def hexa(value: int, digits: int = 0) -> str:
    """A number as code and requests show it: hexadecimal from ten on."""
    return hexadecimal(value) if value > 9 else str(value)


def place(base: str, offset: int) -> str:
    """The text of base + offset."""
    return base if not offset else f"{base} + {offset}" if base else str(offset)


def camel(*words: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", " ".join(words)))


def snake(*words: str) -> str:
    return "_".join(re.findall(r"\w+", " ".join(words).lower()))


def titled(choices: Choices, *words: str) -> str:
    """A function's name made of the words, in one of the two usual spellings."""
    return choices.pick("spelling", (camel, snake))(*words)


def plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeo":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def listed(items: Sequence[str], last: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


@dataclass(frozen=True)
class Number:
    """An unsigned number in memory, `size` bytes from the low one on, or from the high one on if `big`."""

    size: int
    big: bool = False

    @property
    def said(self) -> str:
        order = "big-endian" if self.big else "little-endian"
        return "byte" if self.size == 1 else f"{order} {self.size * 8}-bit {'word' if self.size == 2 else 'value'}"

    @property
    def kind(self) -> str:
        return {1: "u8", 2: "u16"}.get(self.size, "u32")

    @property
    def mask(self) -> int:
        return (1 << 8 * self.size) - 1

    def shifts(self) -> list[int]:
        """How far each byte is moved up, in the order of memory."""
        ups = [8 * index for index in range(self.size)]
        return ups[::-1] if self.big else ups

    def read(self, buffer: str, base: str, offset: int = 0) -> str:
        parts = [
            f"{buffer}[{place(base, offset + index) or 0}]" + (f" << {shift}" if shift else "")
            for index, shift in enumerate(self.shifts())
        ]
        return " | ".join(parts)

    def write(self, buffer: str, base: str, offset: int, value: str) -> list[str]:
        return [
            f"{buffer}[{place(base, offset + index) or 0}] = {self.part(value, shift)}"
            for index, shift in enumerate(self.shifts())
        ]

    def append(self, buffer: str, value: str) -> list[str]:
        return [f"{buffer}.append({self.part(value, shift)})" for shift in self.shifts()]

    def part(self, value: str, shift: int) -> str:
        if self.size == 1:
            return value
        return f"({value} >> {shift}) & 0xFF" if shift else f"{value} & 0xFF"

    def bytes(self, value: int) -> list[int]:
        return [value >> shift & 0xFF for shift in self.shifts()]


def number(choices: Choices, name: str, sizes: Sequence[int] = (1, 1, 2, 2, 3)) -> Number:
    return Number(size, choices.chance(f"{name} order", 0.35)) if (size := choices.pick(name, sizes)) > 1 else Number(1)


@dataclass(frozen=True)
class Piece:
    """An expression over `{x}` and its words over `{x}`; `kind` is the type of its value, `before` what it needs
    declared."""

    text: str
    said: str
    kind: str = "int"
    before: tuple[str, ...] = ()


def bits(low: int, width: int) -> str:
    return f"bit {low}" if width == 1 else f"bits {low}-{low + width - 1}"


def taken(x: str, low: int, width: int, whole: int) -> str:
    """Bits of x moved down, x having `whole` bits."""
    mask = hexa((1 << width) - 1)
    if low == 0:
        return x if width == whole else f"{x} & {mask}"
    return f"{x} >> {low}" if low + width == whole else f"({x} >> {low}) & {mask}"


def conversion(choices: Choices, name: str, width: int) -> Piece:
    """A calculation on an unsigned value of `width` bits whose result fits an int."""
    top, k = (1 << width) - 1, choices.number(f"{name} k", 1, min((1 << width) - 2, 250))
    shift = choices.number(f"{name} shift", 1, width - 1)
    low = choices.number(f"{name} low", 0, width - 1)
    span = choices.number(f"{name} span", 1, max(1, width - low - (low == 0)))
    up, down = choices.pick(f"{name} ratio", ((3, 2), (3, 4), (5, 4), (2, 3), (7, 8), (1, 3), (5, 8), (10, 3), (1, 2)))
    h, m = hexa(k), hexa(top)
    kinds = {
        "add": Piece(f"({{x}} + {h}) & {m}", f"{{x}} plus {h}, keeping only the low {width} bits"),
        "subtract": Piece(f"({{x}} - {h}) & {m}", f"{{x}} minus {h}, wrapped to {width} bits"),
        "xor": Piece(f"{{x}} ^ {h}", f"{{x}} XOR {h}"),
        "and": Piece(f"{{x}} & {h}", f"{{x}} AND {h}"),
        "or": Piece(f"{{x}} | {h}", f"{{x}} OR {h}"),
        "field": Piece(taken("{x}", low, span, width), f"{bits(low, span)} of {{x}}, moved down to bit 0"),
        "rotate": Piece(
            f"({{x}} << {shift} | {{x}} >> {width - shift}) & {m}",
            f"{{x}} rotated left by {shift} bit{'s' * (shift > 1)} within {width} bits",
        ),
        "rotate right": Piece(
            f"({{x}} >> {shift} | {{x}} << {width - shift}) & {m}",
            f"{{x}} rotated right by {shift} bit{'s' * (shift > 1)} within {width} bits",
        ),
        "swap": Piece(
            f"({{x}} << {width // 2} | {{x}} >> {width // 2}) & {m}",
            f"{{x}} with its {'nibbles' if width == 8 else 'two halves'} swapped",
        ),
        "complement": Piece(f"{m} - {{x}}", f"{m} minus {{x}}"),
        "not": Piece(f"{{x}} ^ {m}", f"{{x}} with all {width} bits inverted"),
        "cap": Piece(f"min({{x}}, {h})", f"{{x}}, but at most {h}"),
        "floor": Piece(f"max({{x}}, {h})", f"{{x}}, but at least {h}"),
        "saturate": Piece(f"min({{x}} + {h}, {m})", f"{{x}} plus {h}, saturating at {m}"),
        "drain": Piece(f"max({{x}} - {h}, 0)", f"{{x}} minus {h}, but never below 0"),
        "scale": Piece(f"{{x}} * {up} // {down}", f"{{x}} times {up}/{down}, rounded down"),
        "round": Piece(
            f"({{x}} * {up} + {down // 2}) // {down}", f"{{x}} times {up}, plus {down // 2}, divided by {down}"
        ),
        "signed": Piece(
            f"{{x}} - {hexa(top + 1)} if {{x}} >= {hexa(top // 2 + 1)} else {{x}}",
            f"{{x}} as a signed (two's complement) {width}-bit number",
        ),
        "bcd": Piece(
            "({x} >> 4 & 0xF) * 10 + ({x} & 0xF)", "the low byte of {x} read as packed BCD (tens in the high nibble)"
        ),
        "remainder": Piece(f"{{x}} % {k % 13 + 3}", f"{{x}} modulo {k % 13 + 3}"),
        "distance": Piece(f"abs({{x}} - {h})", f"the absolute difference of {{x}} and {h}"),
        "magnitude": Piece(f"{{x}} & {hexa(top // 2)}", "{x} without its top bit"),
        "double": Piece(f"{{x}} * {k % 7 + 2} + {k % 5}", f"{{x}} times {k % 7 + 2}, plus {k % 5}"),
        "blocks": Piece(f"({{x}} + {k % 15 + 1}) // {k % 15 + 2}", f"{{x}} divided by {k % 15 + 2}, rounded up"),
        "align": Piece(f"{{x}} // {k % 15 + 2} * {k % 15 + 2}", f"{{x}} rounded down to a multiple of {k % 15 + 2}"),
    }
    if width > 16:  # what could leave 32 bits on its way, or fall below 0
        kinds = {word: piece for word, piece in kinds.items() if word in _WIDE}
    return choices.pick(f"{name} conversion", tuple(kinds.values()))


_WIDE = {
    *("add", "subtract", "xor", "and", "or", "field", "rotate", "rotate right", "swap"),
    *("complement", "not", "cap", "floor", "remainder", "magnitude", "align"),
}


def condition(choices: Choices, name: str, width: int) -> Piece:
    """A test of an unsigned value of `width` bits, said after a noun: "bytes that ..."."""
    top = (1 << width) - 1
    k = choices.number(f"{name} k", 1, max(1, top - 1))
    low = choices.number(f"{name} low", 0, max(1, top // 2))
    high = min(top - 1, low + choices.number(f"{name} reach", 1, max(1, top // 3)))
    bit = choices.number(f"{name} bit", 0, width - 1)
    others = choices.some(f"{name} set", range(min(top, 250)), 3) if width > 1 else [0, 1]
    mask = 3 << min(bit, max(width - 2, 0)) & top
    wanted = choices.number(f"{name} wanted", 0, 3) << min(bit, max(width - 2, 0)) & mask
    n = choices.number(f"{name} n", 2, 12)
    three = ", ".join(map(hexa, others))
    kinds = (
        Piece(f"{{x}} == {hexa(k)}", f"is {hexa(k)}"),
        Piece(f"{{x}} != {hexa(k)}", f"is not {hexa(k)}"),
        Piece(f"{{x}} < {hexa(k)}", f"is below {hexa(k)}"),
        Piece(f"{{x}} > {hexa(k)}", f"is above {hexa(k)}"),
        Piece(f"{{x}} >= {hexa(k)}", f"is at least {hexa(k)}"),
        Piece(f"{{x}} <= {hexa(k)}", f"is at most {hexa(k)}"),
        Piece(f"{hexa(low)} <= {{x}} <= {hexa(high)}", f"is from {hexa(low)} to {hexa(high)} (both included)"),
        Piece(f"{{x}} < {hexa(low)} or {{x}} > {hexa(high)}", f"is below {hexa(low)} or above {hexa(high)}"),
        Piece(f"{{x}} & {hexa(1 << bit)} != 0", f"has bit {bit} set"),
        Piece(f"{{x}} & {hexa(1 << bit)} == 0", f"has bit {bit} clear"),
        Piece(f"{{x}} & {hexa(mask)} == {hexa(wanted)}", f"equals {hexa(wanted)} after masking with {hexa(mask)}"),
        Piece(f"{{x}} % {n} == 0", f"is a multiple of {n}"),
        Piece("{x} % 2 == 1", "is odd"),
        Piece(f"{{x}} in ({three})", f"is one of {three}"),
        Piece(f"{{x}} not in ({three})", f"is none of {three}"),
        Piece("{x} != 0", "is not zero"),
    )
    return choices.pick(f"{name} condition", kinds if width > 2 else (*kinds[:2], kinds[-1]))


@dataclass(frozen=True)
class Fold:
    """What is accumulated over values `{x}`, the round's number being `{i}`: a variable `{t}` of type `kind`."""

    word: str
    kind: str
    start: str
    step: tuple[str, ...]
    said: str
    result: str = "{t}"
    rules: tuple[str, ...] = ()


def fold(choices: Choices, name: str, width: int) -> Fold:
    """An accumulation over unsigned values of `width` bits. `said` follows "returns" and holds `{x}` in the plural."""
    start = choices.number(f"{name} start", 1, 0xFFFE)
    factor = choices.pick(f"{name} factor", (3, 5, 31, 33, 37, 131, 257))
    kept = choices.pick(f"{name} kept", ("u8", "u16", "u16", "u32"))
    mask = {"u8": "0xFF", "u16": "0xFFFF", "u32": "0xFFFFFFFF"}[kept]
    wide = {"u8": 8, "u16": 16, "u32": 32}[kept]
    first = hexa(start & int(mask, 16))
    turn = choices.number(f"{name} turn", 1, 7)
    poly = choices.pick(f"{name} poly", (0x1021, 0x8005, 0x3D65, 0xA097))
    begun = f"starting from {first}"
    ones = hexa((1 << width) - 1)
    kinds: tuple[Fold, ...] = (
        Fold("total", kept, "0", (f"{{t}} = ({{t}} + {{x}}) & {mask}",), f"the sum of {{x}}, modulo 2^{wide}"),
        Fold("total", "u32", "0", ("{t} += {x}",), "the sum of {x}"),
        Fold("checksum", kept, first, (f"{{t}} = ({{t}} + {{x}}) & {mask}",), f"the {wide}-bit sum of {{x}}, {begun}"),
        Fold("parity", "u16", "0", ("{t} ^= {x}",), "the XOR of {x}"),
        Fold("mask", "u16", "0", ("{t} |= {x}",), "the OR of {x}"),
        Fold("common", "u16", ones, ("{t} &= {x}",), f"the AND of {{x}}, starting from {ones}"),
        Fold("largest", "int", "0", ("{t} = max({t}, {x})",), "the largest of {x} (0 if there are none)"),
        Fold("largest", "int", "-1", ("if {x} > {t}:", "    {t} = {x}"), "the largest of {x}, or -1 if there are none"),
        Fold("smallest", "int", ones, ("{t} = min({t}, {x})",), f"the smallest of {{x}} ({ones} if there are none)"),
        Fold(
            "hash",
            kept,
            first,
            (f"{{t}} = ({{t}} * {factor} + {{x}}) & {mask}",),
            f"a {wide}-bit hash of {{x}}",
            rules=(
                f"The hash starts as {first}; for each value it is multiplied by {factor}, then the value is added, modulo 2^{wide}.",
            ),
        ),
        Fold(
            "hash",
            kept,
            first,
            (f"{{t}} = (({{t}} ^ {{x}}) * {factor}) & {mask}",),
            f"a {wide}-bit hash of {{x}}",
            rules=(
                f"The hash starts as {first}; each value is XORed into it, and the result multiplied by {factor}, modulo 2^{wide}.",
            ),
        ),
        Fold(
            "checksum",
            kept,
            first,
            (f"{{t}} = ({{t}} << {turn} | {{t}} >> {wide - turn}) & {mask}", f"{{t}} = ({{t}} + {{x}}) & {mask}"),
            f"a {wide}-bit checksum of {{x}}",
            rules=(
                f"It starts as {first}; for each value it is rotated left by {turn} within {wide} bits and the value is added, modulo 2^{wide}.",
            ),
        ),
        Fold(
            "checksum",
            kept,
            first,
            (f"{{t}} = ({{t}} + {{x}}) & {mask}", f"{{t}} = ({{t}} >> {turn} | {{t}} << {wide - turn}) & {mask}"),
            f"a {wide}-bit checksum of {{x}}",
            rules=(
                f"It starts as {first}; for each value, add the value modulo 2^{wide} and then rotate right by {turn} within {wide} bits.",
            ),
        ),
        Fold(
            "crc",
            "u16",
            first,
            (
                "{t} ^= {x}",
                "for step in range(8):",
                f"    {{t}} = (({{t}} << 1) ^ {hexa(poly)} if {{t}} & 0x8000 != 0 else {{t}} << 1) & 0xFFFF",
            ),
            "a 16-bit CRC of {x}",
            rules=(
                f"The register starts as {first}. Each value is XORed into it; then, eight times, it is shifted left by one, and {hexa(poly)} is "
                "XORed into it if the bit that was shifted out (bit 15) was set.",
            ),
        ),
        Fold(
            "sum",
            "u32",
            "0",
            ("{t} += {x} * ({i} + 1)",),
            "the sum of {x}, each multiplied by its number counted from 1",
        ),
        Fold(
            "balance",
            "int",
            "0",
            ("{t} += {x} if {i} % 2 == 0 else -{x}",),
            "the alternating sum of {x}: the first is added, the next subtracted, and so on",
        ),
    )
    if width > 16:  # whose values a variable of 16 bits or an int does not hold
        kinds = tuple(kind for kind in kinds if kind.word in ("total", "checksum", "hash"))
    return choices.pick(f"{name} fold", kinds)
