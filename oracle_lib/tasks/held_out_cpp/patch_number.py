"""Reads or writes numbers of variable length, seven bits a byte, as BPS, UPS and other patch formats store them."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, make

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    style = rng.choice(("biased", "biased", "plain", "high first"))
    marks_last = rng.random() < 0.5
    write = rng.random() < 0.35
    count = 1 if write else rng.randrange(1, 5)
    header = 0 if write else rng.choice((0, 4, 4, 5, 8))
    signed = count == 1 and rng.random() < 0.4
    number = "int32_t" if signed else "uint32_t"
    if write:
        name = rng.choice(("EncodeNumber", "write_number", "PackNumber"))
        function = Function("std::vector<uint8_t>", name, ((number, "value"),))
    else:
        name = rng.choice(("DecodeNumber", "read_number") if count == 1 else ("ReadSizes", "decode_numbers"))
        returns = number if count == 1 else f"std::array<uint32_t, {count}>"
        function = Function(returns, name, ((BYTES, "patch"),))

    def encoded(value: int) -> bytes:
        groups = [value % 128]
        while value >= 128:
            value = value // 128 - (style == "biased")
            groups.append(value % 128)
        groups = groups[::-1] if style == "high first" else groups
        return bytes(group + 128 * ((place == len(groups) - 1) == marks_last) for place, group in enumerate(groups))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        values = [
            rng.choice(
                (rng.getrandbits(rng.randrange(8, 28)), rng.randrange(300), 0, 127, 128, 0x4080, 0x407F, 0x200000)
            )
            for _ in range(count)
        ]
        raw = values[0] // 2 * (-1 if values[0] % 2 else 1) if signed else values[0]
        values = [abs(raw) * 2 + (raw < 0)] if signed else values
        stream = b"".join(map(encoded, values))
        if write:
            return [raw], [stream]
        return [rng.randbytes(header) + stream + rng.randbytes(4)], [raw if count == 1 else values]

    more = "byte < 0x80" if marks_last else "byte >= 0x80"
    add = {
        "biased": ["value += (byte & 0x7Fu) << shift;", "shift += 7;", f"if ({more}) value += 1u << shift;"],
        "plain": ["value |= (byte & 0x7Fu) << shift;", "shift += 7;"],
        "high first": ["value = value << 7 | (byte & 0x7F);"],
    }[style]
    shift = ", shift = 0" if style != "high first" else ""
    if write:
        left = "rest" if signed else "value"
        lines = [f"uint32_t {left} = value < 0 ? -value * 2u + 1 : value * 2u;"] if signed else []
        follow, final = ("", " | 0x80") if marks_last else (" | 0x80", "")
        if style == "high first":
            lines += [
                f"std::vector<uint8_t> bytes{{static_cast<uint8_t>(({left} & 0x7F){final})}};",
                f"while ({left} >>= 7) bytes.insert(bytes.begin(), ({left} & 0x7F){follow});",
            ]
        else:
            lines += [
                "std::vector<uint8_t> bytes;",
                f"while ({left} >= 0x80) {{",
                f"  bytes.push_back(({left} & 0x7F){follow});",
                f"  {left} = ({left} >> 7) - 1;" if style == "biased" else f"  {left} >>= 7;",
                "}",
                f"bytes.push_back({left}{final});",
            ]
        lines.append("return bytes;")
    else:
        indent = "  " * (count > 1)
        lines = [f"size_t at = {header};"]
        lines += (
            [f"std::array<uint32_t, {count}> numbers{{}};", "for (uint32_t& value : numbers) {"] if count > 1 else []
        )
        lines += [f"{indent}uint32_t {'' if count > 1 else 'value = 0, '}shift = 0;"] if shift else []
        lines += ["uint32_t value = 0;"] if not shift and count == 1 else []
        lines += [f"{indent}uint8_t byte;", f"{indent}do {{", f"{indent}  byte = patch[at++];"]
        lines += [f"{indent}  {line}" for line in add]
        lines += [f"{indent}}} while ({more});"]
        lines += ["}", "return numbers;"] if count > 1 else []
        if count == 1:
            lines.append(
                "return value & 1 ? -static_cast<int32_t>(value >> 1) : value >> 1;" if signed else "return value;"
            )
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    flag = (
        "set in the last byte of a number and clear in the others"
        if marks_last
        else "set in every byte but a number's last"
    )
    order = "the highest group first" if style == "high first" else "the lowest group first"
    rule = f"A number is stored as groups of seven bits, {order}; bit 7 is {flag}"
    if style == "biased":
        rule += ". As in BPS, each further byte takes 1 off what is left before it is stored (write the low 7 bits, shift right by 7, stop at 0, else subtract 1 and go on)"
    if signed:
        rule += ". Bit 0 of the stored number is the sign (1 is negative), the rest its absolute value"
    place = f"behind {header} bytes of header in `patch`" if header else "at the start of `patch`"
    said = (
        "returns the bytes that store `value`"
        if write
        else f"reads the number {place}"
        if count == 1
        else f"reads the {count} numbers that follow each other {place}"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}. {rule}.",
            f"{rule}. I need a function that {said}.",
            f"Variable-length numbers of a patch file: a function that {said}. {rule}.",
            f"My patcher needs a C++ function that {said}. {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "style": style,
            "marks_last": int(marks_last),
            "write": int(write),
            "count": count,
            "header": header,
            "signed": int(signed),
        },
        explanation="Each byte carries seven bits, and its top bit tells whether another one follows.",
    )
