"""Reads the internal header: title, ROM and RAM size, map mode, version, or a vector."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "ROM header"


def draw(rng: random.Random) -> Problem:
    header = rng.choice((0x7FC0, 0xFFC0))
    copier = rng.choice((0, 0, 0x200))
    field = rng.choice(("title", "rom size", "ram size", "fast", "hirom", "version", "vector", "country"))
    vector, vector_at = rng.choice(
        (("reset", 0x3C), ("native NMI", 0x2A), ("native IRQ", 0x2E), ("native BRK", 0x26), ("native COP", 0x24))
    )
    limit = rng.choice((21, 21, 16, 12, 10))
    pad = rng.choice((" ", " ", "\0"))
    unit = rng.choice((1, 1024, 1024 * 128))
    base = header + copier
    returns = {"title": "std::vector<uint8_t>", "rom size": "uint32_t", "ram size": "uint32_t", "vector": "uint16_t"}
    names = {
        "title": ("RomTitle", "read_title"),
        "rom size": ("RomSize", "header_rom_size"),
        "ram size": ("SaveSize", "sram_size"),
        "fast": ("IsFastRom", "fast_rom"),
        "hirom": ("IsHiRom", "is_hirom"),
        "version": ("RomVersion", "mask_version"),
        "vector": ("VectorAddress", "read_vector"),
        "country": ("IsPal", "is_pal"),
    }
    shape = returns.get(field, "int" if field == "version" else "bool")
    function = Function(shape, rng.choice(names[field]), ((BYTES, "rom"),))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        title = bytes(rng.choice(b"ABCDEFGHIJ KLMNOP ") for _ in range(rng.randrange(0, limit + 1))).rstrip(b" \0")
        data = bytearray(rng.randbytes(0x40))
        data[:21] = (
            (title.ljust(limit, pad.encode()) + bytes([pad.encode()[0]]) * 21)[:21] if field == "title" else data[:21]
        )
        data[0x15] = rng.choice((0x20, 0x21, 0x30, 0x31, 0x25, 0x35))
        data[0x17], data[0x18] = rng.randrange(8, 14), rng.choice((0, 0, 1, 3, 5, 7))
        data[0x19] = rng.choice((1, 2, 12, 13, rng.randrange(0, 14)))
        results: dict[str, Value] = {
            "title": title,
            "rom size": (1024 << data[0x17]) // (unit if unit < 0x20000 else 1),
            "ram size": 1024 << data[0x18] if data[0x18] else 0,
            "fast": data[0x15] >= 0x30,
            "hirom": data[0x15] & 0x0F in (1, 5),
            "version": data[0x1B],
            "vector": data[vector_at] | data[vector_at + 1] << 8,
            "country": 2 <= data[0x19] <= 12,
        }
        return [rom(base + 0x40, {base: bytes(data)})], [results[field]]

    def at(offset: int) -> str:
        return f"rom[{hexadecimal(base + offset)}]"

    blank = "' '" if pad == " " else "0"
    body = {
        "title": f"auto start = rom.begin() + {hexadecimal(base)};\n  std::vector<uint8_t> title(start, start + {limit});\n"
        f"  while (!title.empty() && title.back() == {blank}) title.pop_back();\n  return title;",
        "rom size": f"return {'1u' if unit == 1024 else '1024u'} << {at(0x17)};",
        "ram size": f"uint8_t exponent = {at(0x18)};\n  return exponent ? 1024u << exponent : 0;",
        "fast": f"return {at(0x15)} & 0x10;",
        "hirom": f"return {at(0x15)} & 1;  // 0x21 and 0x25",
        "version": f"return {at(0x1B)};",
        "vector": f"return {at(vector_at)} | {at(vector_at + 1)} << 8;",
        "country": f"uint8_t country = {at(0x19)};\n  return country >= 2 && country <= 12;",
    }[field]
    reference = cpp("@signature {\n  @body\n}", signature=function.signature, body=body)
    said = {
        "title": f"returns the first {limit} bytes of the title (header + 0x00) without trailing {'spaces' if pad == ' ' else 'zero bytes'}",
        "rom size": f"returns the ROM size in {'KiB' if unit == 1024 else 'bytes'}: 1024 << the byte at header + 0x17 is the size in bytes",
        "ram size": "returns the size of the save RAM in bytes: 1024 << the byte at header + 0x18, or 0 if that byte is 0",
        "fast": "tells whether the game uses FastROM (bit 4 of the map mode at header + 0x15)",
        "hirom": "tells whether the map mode at header + 0x15 says HiROM or ExHiROM (bit 0)",
        "version": "returns the version byte at header + 0x1B",
        "vector": f"returns the {vector} vector, the little-endian word at header + {hexadecimal(vector_at)}",
        "country": "tells whether the game is for a PAL country (the byte at header + 0x19 is 2 to 12)",
    }[field]
    mapping = "LoROM" if header == 0x7FC0 else "HiROM"
    where = f"the internal header of a {mapping} file (header at ROM offset {hexadecimal(header)}"
    where += ", behind a 0x200-byte copier header)" if copier else ")"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that, from {where}, {said}.",
            f"Given {where}, I need a function that {said}.",
            f"{where[0].upper()}{where[1:]}: a function that {said}.",
            f"For a ROM browser, from {where}, write a function that {said}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "header": header,
            "copier": copier,
            "field": field,
            "vector": vector if field == "vector" else "",
            "limit": limit * (field == "title"),
            "pad": pad if field == "title" else "",
            "unit": min(unit, 1024) if field == "rom size" else 0,
        },
        explanation=f"The header lies at {hexadecimal(header)} of the ROM"
        + (", so at " + hexadecimal(base) + " of the file." if copier else "."),
    )
