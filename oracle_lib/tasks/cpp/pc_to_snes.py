"""Turns an offset in the ROM file into the SNES address at which the console sees it."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, cpp, hexadecimal, make

SUBJECT = "address conversion"


def draw(rng: random.Random) -> Problem:
    mapping = rng.choice(("LoROM", "HiROM"))
    header = rng.choice((0, 0x200))
    fast = rng.random() < 0.5
    size = rng.randrange(2, 15) * 0x40000
    failure = rng.choice(("nullopt", "zero", "all ones"))
    missing = {"nullopt": None, "zero": 0, "all ones": 0xFFFFFFFF}[failure]
    said = {"nullopt": "std::nullopt", "zero": "0", "all ones": "0xFFFFFFFF"}[failure]
    base = {"LoROM": 0x800000 if fast else 0, "HiROM": 0xC00000 if fast else 0x400000}[mapping]
    function = Function(
        "std::optional<uint32_t>" if failure == "nullopt" else "uint32_t",
        rng.choice(("PcToSnes", "pc_to_snes", f"PcTo{mapping}", "OffsetToAddress", "bus_address")),
        (("uint32_t", "offset"),),
    )

    def case(rng: random.Random) -> tuple[list[int], list[int | None]]:
        offset = rng.choice(
            (
                rng.randrange(size),
                header + rng.randrange(0x200),
                size + header - 1,
                size + header,
                rng.randrange(0x600),
            )
        )
        place = offset - header
        if not 0 <= place < size:
            return [offset], [missing]
        bank, low = divmod(place, 0x8000 if mapping == "LoROM" else 0x10000)
        return [offset], [(bank << 16) + low + base + (0x8000 if mapping == "LoROM" else 0)]

    bank = f"{hexadecimal(base)} | " if base else ""
    body = {
        "LoROM": f"return {bank}(offset / 0x8000) << 16 | 0x8000 | (offset & 0x7FFF);",
        # 64 KiB banks in a row: the offset already reads as bank and address.
        "HiROM": f"return {hexadecimal(base)} + offset;",
    }[mapping]
    reference = cpp(
        """
        @signature {
        @header  if (offset >= @size) return @failed;
          @body
        }
        """,
        signature=function.signature,
        header=f"  if (offset < 0x200) return {said};\n  offset -= 0x200;  // the copier header is not part of the ROM\n"
        if header
        else "",
        size=hexadecimal(size),
        failed=said,
        body=body,
    )
    speed = f"banks ${base >> 16:02X} and up"
    image = f"{hexadecimal(size)}-byte {mapping} ROM"
    file = (
        f"a file whose first 0x200 bytes are a copier header, followed by a {image}"
        if header
        else f"a headerless {image}"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that returns the SNES address of a byte offset in {file}. Use {speed}; return "
            f"{said} for an offset outside the ROM.",
            f"Given an offset into {file}, compute the 24-bit bus address ({speed}). Offsets that are not in the ROM "
            f"give {said}.",
            f"PC -> SNES for {file}: {speed}, {said} when out of range.",
            f"I know where my data sits in {file}. Which SNES address is that? Prefer {speed} and answer {said} when "
            "the offset is not ROM data.",
        ),
        references=(reference,),
        case=case,
        parameters={"mapping": mapping, "header": header, "fast": int(fast), "size": size, "failure": failure},
        explanation=(
            "Each 0x8000 bytes of the file fill the upper half of one LoROM bank, so bit 15 of the address is always "
            "set."
            if mapping == "LoROM"
            else "HiROM banks are 64 KiB of ROM in a row, so adding the first bank is the whole conversion."
        ),
    )
