"""Applies an IPS patch, or a simple list of offset, length and data records."""

import random
from typing import Literal

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "patches"


def draw(rng: random.Random) -> Problem:
    kind = rng.choice(("ips", "ips", "records", "records", "records"))
    wide = 3 if kind == "ips" else rng.choice((2, 3, 4))
    big = kind == "ips" or rng.random() < 0.4
    length_size = 2 if kind == "ips" else rng.choice((1, 2))
    grow = rng.random() < 0.5
    shift = rng.choice((0, 0, 0x200)) if kind == "ips" else rng.choice((0, rng.randrange(1, 0x40) * 0x10))
    rle = kind == "ips"
    name = rng.choice(("ApplyIps", "apply_ips") if kind == "ips" else ("ApplyRecords", "apply_patch", "PatchRom"))
    function = Function("void", name, (("std::vector<uint8_t>&", "rom"), (BYTES, "patch")))
    order: Literal["big", "little"] = "big" if big else "little"

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        size = shift + rng.randrange(0x40, 0x400)
        image, patch = bytearray(size), bytearray(b"PATCH" if kind == "ips" else b"")
        for _ in range(rng.randrange(1, 6)):
            last = not grow
            length = rng.randrange(1, 20)
            at = rng.randrange(0, size - shift - (length if last else 0))
            run = rle and rng.random() < 0.4
            data = bytes([rng.randrange(256)]) * length if run else rng.randbytes(length)
            patch += at.to_bytes(wide, order)
            patch += (
                bytes(2) + length.to_bytes(2, "big") + data[:1] if run else length.to_bytes(length_size, order) + data
            )
            image.extend(bytes(max(0, at + shift + length - len(image))))
            image[at + shift : at + shift + length] = data
        patch += b"EOF" if kind == "ips" else b""
        return [rom(size), bytes(patch)], [bytes(image)]

    def read(count: int, place: str) -> str:
        parts = []
        for i in range(count):
            shift_by = 8 * (count - 1 - i) if big else 8 * i
            index = f"{place} + {i}" if i else place
            parts.append(f"patch[{index}]" + (f" << {shift_by}" if shift_by else ""))
        return " | ".join(parts)

    moved = f" + {hexadecimal(shift)}" if shift else ""
    enlarge = "if (offset + length > rom.size()) rom.resize(offset + length);"
    if kind == "ips":
        lines = [
            'size_t at = 5;  // behind "PATCH"',
            'while (std::memcmp(&patch[at], "EOF", 3) != 0) {',
            f"  size_t offset = ({read(3, 'at')}){moved};" if moved else f"  size_t offset = {read(3, 'at')};",
            f"  size_t length = {read(2, 'at + 3').replace('at + 3 + 1', 'at + 4')};",
            "  at += 5;",
            "  bool run = length == 0;  // then a length and one byte to repeat follow",
            f"  if (run) length = {read(2, 'at')}, at += 2;",
            *([f"  {enlarge}"] if grow else []),
            "  for (size_t i = 0; i < length; ++i) rom[offset + i] = patch[run ? at : at + i];",
            "  at += run ? 1 : length;",
            "}",
        ]
    else:
        head = wide + length_size
        length = read(length_size, f"at + {wide}").replace(f"at + {wide} + 1", f"at + {wide + 1}")
        offset = read(wide, "at")
        lines = [
            f"for (size_t at = 0; at + {head} <= patch.size();) {{",
            f"  size_t offset = {f'({offset}){moved}' if moved else offset};",
            f"  size_t length = {length};",
            f"  at += {head};",
            *([f"  {enlarge}"] if grow else []),
            "  std::copy_n(patch.begin() + at, length, rom.begin() + offset);",
            "  at += length;",
            "}",
        ]
    reference = cpp("@signature {\n@body}", signature=function.signature, body="".join(f"  {line}\n" for line in lines))
    format_said = (
        "an IPS patch (records of a 3-byte offset and 2-byte length, big-endian, length 0 meaning a 2-byte count and one byte to repeat; "
        '"PATCH" in front, "EOF" at the end)'
        if kind == "ips"
        else f"a list of records (a {wide}-byte offset, {'a 2-byte' if length_size == 2 else 'a 1-byte'} length, {order}-endian, then the data)"
    )
    extra = " Enlarge the ROM with zero bytes where a record reaches past its end." if grow else ""
    extra += f" Offsets in the patch count from {hexadecimal(shift)} in the file." if shift else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that applies `patch`, {format_said}, to `rom`.{extra}",
            f"Apply {format_said} to a ROM image in memory.{extra}",
            f"`rom` and `patch`: {format_said}; apply it.{extra}",
            f"My editor should load {format_said}. Apply it to `rom`.{extra}",
        ),
        references=(reference,),
        case=case,
        parameters={
            "kind": kind,
            "wide": wide,
            "order": order,
            "length_size": length_size,
            "grow": int(grow),
            "shift": shift,
        },
        explanation="Each record says where its data goes and how long it is, so the patch is read from front to back."
        + (" IPS numbers are big-endian, unlike the console's." if kind == "ips" else ""),
    )
