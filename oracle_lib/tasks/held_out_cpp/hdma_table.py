"""Builds an HDMA table from one value a scanline: runs of equal lines in one entry, or every line on its own."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "palettes"

PLANES = {"red": 0x20, "green": 0x40, "blue": 0x80}


def draw(rng: random.Random) -> Problem:
    style = rng.choice(("runs", "runs", "every line"))
    unit = rng.choice(("byte", "word", "plane"))
    plane = rng.choice(tuple(PLANES))
    most = rng.choice((127, 127, rng.randrange(8, 127)))
    top = rng.choice((0, 0, rng.randrange(1, 100)))
    element = "uint16_t" if unit == "word" else "uint8_t"
    name = rng.choice(("HdmaTable", "build_hdma_table", "MakeHdma"))
    function = Function("std::vector<uint8_t>", name, ((f"const std::vector<{element}>&", "lines"),))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        lines: list[int] = []
        for _ in range(rng.randrange(2, 6)):
            value = rng.randrange(0x10000 if unit == "word" else 32 if unit == "plane" else 256)
            lines += [value] * rng.choice((1, 1, 2, rng.randrange(3, 40), most, most + 1))
            lines += [value ^ 1] * rng.choice((0, 1))
        lines = lines[: rng.choice((224, 224, most, most + 1))]

        def stored(value: int) -> bytes:
            return value.to_bytes(2, "little") if unit == "word" else bytes([value | PLANES[plane] * (unit == "plane")])

        table = bytearray([top, *stored(0)] if top else [])
        at = 0
        while at < len(lines):
            count = 1
            while count < most and at + count < len(lines) and (style != "runs" or lines[at + count] == lines[at]):
                count += 1
            table.append(count if style == "runs" else count + 128)
            table += stored(lines[at]) if style == "runs" else b"".join(map(stored, lines[at : at + count]))
            at += count
        return [lines], [bytes([*table, 0])]

    def stored_by(value: str) -> list[str]:
        if unit == "word":
            return [f"table.push_back({value} & 0xFF);", f"table.push_back({value} >> 8);"]
        return [f"table.push_back({value}{f' | {hexadecimal(PLANES[plane])}' if unit == 'plane' else ''});"]

    blank = ["0", "0"] if unit == "word" else [hexadecimal(PLANES[plane])] if unit == "plane" else ["0"]
    begin = f"std::vector<uint8_t> table{{{', '.join([str(top), *blank])}}};" if top else "std::vector<uint8_t> table;"
    if style == "runs":
        body = [
            begin,
            "for (size_t at = 0; at < lines.size();) {",
            "  size_t count = 1;",
            f"  while (count < {most} && at + count < lines.size() && lines[at + count] == lines[at]) ++count;",
            "  table.push_back(count);",
            *(f"  {line}" for line in stored_by("lines[at]")),
            "  at += count;",
            "}",
        ]
    else:
        body = [
            begin,
            "for (size_t at = 0; at < lines.size(); ++at) {",
            f"  if (at % {most} == 0) table.push_back(0x80 | std::min<size_t>({most}, lines.size() - at));",
            *(f"  {line}" for line in stored_by("lines[at]")),
            "}",
        ]
    body += ["table.push_back(0);", "return table;"]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in body))
    entry = {
        "byte": "its value in one byte",
        "word": "its value in two bytes, low byte first",
        "plane": f"its value (0-31) with {hexadecimal(PLANES[plane])} set, as COLDATA ($2132) takes {plane}",
    }[unit]
    rule = (
        f"each entry is a count of lines (at most {most}) and {entry}; equal lines that follow each other share an entry "
        "as long as the count allows"
        if style == "runs"
        else f"each entry is 0x80 plus a count of lines (as many as there are, at most {most}) and then for every one of "
        f"these lines {entry}"
    )
    rule += "; a byte 0 ends the table"
    rule += (
        f". In front stands an entry that covers the first {top} lines of the screen with the value 0 (count {top})"
        if top
        else ""
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that builds an HDMA table from `lines`, one value a scanline: {rule}.",
            f"I have a value for each scanline and want the HDMA table for it: {rule}.",
            f"HDMA table from `lines` (one value a scanline): {rule}.",
            f"My gradient editor must export an HDMA table. `lines` has one value a scanline; {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "style": style,
            "unit": unit,
            "plane": plane if unit == "plane" else "",
            "most": most,
            "top": top,
        },
        explanation="A count below 0x80 writes once and holds that value; with bit 7 set a new value is read on every line.",
    )
