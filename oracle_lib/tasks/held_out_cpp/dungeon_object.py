"""Decodes or encodes the three bytes of a dungeon object of A Link to the Past, of the first or the second kind."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, make

SUBJECT = "dungeons"


def draw(rng: random.Random) -> Problem:
    kinds = rng.choice(("first", "second", "both", "both"))
    encode = rng.random() < 0.4
    unit = 1 if encode else rng.choice((1, 1, 8))
    fields = rng.sample(
        ("id", "x", "y", "size") if kinds != "second" else ("id", "x", "y"), 4 if kinds != "second" else 3
    )
    name = rng.choice(("EncodeObject", "pack_object") if encode else ("DecodeObject", "unpack_object", "ReadObject"))
    function = (
        Function("std::array<uint8_t, 3>", name, tuple(("int", field) for field in fields))
        if encode
        else Function(f"std::array<int, {len(fields)}>", name, tuple(("uint8_t", letter) for letter in "abc"))
    )

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        second = kinds == "second" or (kinds == "both" and rng.choice((False, True)))
        x, y = (rng.choice((rng.randrange(64), rng.randrange(60), 59, 1)) for _ in range(2))
        x = x if second else min(x, 62)
        size = 0 if second else rng.randrange(16)
        number = (
            0x100 + rng.choice((0, 63, rng.randrange(64), rng.randrange(64)))
            if second
            else rng.choice((rng.randrange(0xF8), 0xF7, 0))
        )
        if second:
            packed = 0b111111 << 18 | x << 12 | y << 6 | number - 0x100
        else:
            packed = x << 18 | size // 4 << 16 | y << 10 | size % 4 << 8 | number
        bytes_of = list(packed.to_bytes(3, "big"))
        values = {"id": number, "x": x * unit, "y": y * unit, "size": size}
        named: list[Value] = [values[field] for field in fields]
        return (named, [bytes_of]) if encode else (list(bytes_of), [[values[field] for field in fields]])

    def scaled(part: str) -> str:
        return f"({part}) * {unit}" if unit > 1 else part

    first_fields = {"id": "c", "x": scaled("a >> 2"), "y": scaled("b >> 2"), "size": "(a & 3) << 2 | (b & 3)"}
    second_fields = {
        "id": "0x100 + (c & 0x3F)",
        "x": scaled("(a & 3) << 4 | b >> 4"),
        "y": scaled("(b & 15) << 2 | c >> 6"),
        "size": "0",
    }
    if encode:
        results = (
            "x << 2 | size >> 2, y << 2 | (size & 3), id",
            "0xFC | x >> 4, (x & 15) << 4 | y >> 2, (y & 3) << 6 | (id & 0x3F)",
        )
        returned = [
            "return {" + ", ".join(f"static_cast<uint8_t>({part})" for part in result.split(", ")) + "};"
            for result in results
        ]
    else:
        returned = [
            "return {" + ", ".join(parts[field] for field in fields) + "};" for parts in (first_fields, second_fields)
        ]
    test = "if (id >= 0x100)" if encode else "if (a >= 0xFC)"
    lines = {"first": returned[:1], "second": returned[1:], "both": [f"{test}\n    {returned[1]}", returned[0]]}[kinds]
    layouts = {
        "first": "first kind xxxxxxss yyyyyyss iiiiiiii (the size has its high two bits in the first byte; the id is below 0xF8)",
        "second": "second kind 111111xx xxxxyyyy yyiiiiii (the id is 0x100 plus the last six bits)",
    }
    layout = layouts.get(kinds) or f"{layouts['first']}, and {layouts['second']}"
    if kinds == "both":
        layout += ", whose size counts as 0" if not encode else ", which has no size"
    listed = ", ".join(fields[:-1]) + f" and {fields[-1]}"
    count = "the three bytes" if encode else "the three bytes `a`, `b` and `c`"
    said = (
        f"returns {count} of a dungeon object, given its {listed}"
        if encode
        else f"decodes {count} of a dungeon object and returns its {listed}, in this order"
    )
    in_pixels = ", x and y in pixels (8 a step)" if unit > 1 else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}{in_pixels}. Layout: {layout}.",
            f"A dungeon object of A Link to the Past has the layout: {layout}. I need a function that {said}{in_pixels}.",
            f"A function that {said}{in_pixels}. {layout[0].upper()}{layout[1:]}.",
            f"My dungeon editor needs a function that {said}{in_pixels}. The bits are: {layout}.",
        ),
        references=(cpp("@signature {\n  @body\n}", signature=function.signature, body="\n  ".join(lines)),),
        case=case,
        parameters={"kinds": kinds, "encode": int(encode), "unit": unit, "fields": " ".join(fields)},
        explanation="Objects of the second kind are told by a first byte of 0xFC or more, an x that the first kind cannot have."
        if kinds == "both"
        else "Shifts and masks take the fields apart."
        if not encode
        else "Each byte is put together from the parts of the fields that lie in it.",
    )
