"""Turns a 24-bit SNES address into an offset in the ROM file, for LoROM and HiROM, with or without a copier header."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, cpp, hexadecimal, make

SUBJECT = "address conversion"

FAILURES = {
    "nullopt": ("std::optional<uint32_t>", "std::nullopt", "std::nullopt"),
    "minus one": ("int64_t", "-1", "-1"),
    "all ones": ("uint32_t", "0xFFFFFFFF", "0xFFFFFFFF"),
}


def draw(rng: random.Random) -> Problem:
    mapping = rng.choice(("LoROM", "HiROM"))
    header = rng.choice((0, 0x200))
    size = rng.randrange(2, 17) * 0x40000
    split = rng.random() < 0.3
    failure = rng.choice(tuple(FAILURES))
    returns, failed, said = FAILURES[failure]
    name = rng.choice(("SnesToPc", "snes_to_pc", f"{mapping}ToPc", "AddressToOffset", "pc_offset"))
    taken = (("uint8_t", "bank"), ("uint16_t", "address")) if split else (("uint32_t", "address"),)
    function = Function(returns, name, taken)

    def case(rng: random.Random) -> tuple[list[int], list[int | None]]:
        address = rng.choice(
            (
                rng.randrange(1 << 24),
                rng.randrange(0x80 << 16) | 0x8000,
                rng.randrange(size) & ~0x8000,
                rng.randrange(0x8000, 0x10000),
                rng.randrange(0x7E0000, 0x800000),
            )
        )
        bank, low = address >> 16, address & 0xFFFF
        work_ram = bank in (0x7E, 0x7F)
        if mapping == "LoROM":
            found = None if low < 0x8000 or work_ram else bank % 0x80 * 0x8000 + low - 0x8000
        else:
            found = None if work_ram or (low < 0x8000 and bank % 0x80 < 0x40) else bank % 0x40 * 0x10000 + low
        missing = {"nullopt": None, "minus one": -1, "all ones": 0xFFFFFFFF}[failure]
        result = missing if found is None or found >= size else found + header
        return ([bank, low] if split else [address]), [result]

    lines = ["uint8_t bank = address >> 16;"] if not split else []
    rom_bank = "bank & 0x7F" if mapping == "LoROM" else "bank & 0x3F"
    if mapping == "LoROM":
        bad = "bank == 0x7E || bank == 0x7F || (address & 0x8000) == 0"
        offset = f"({rom_bank}) * 0x8000u + (address & 0x7FFF)"
        rule = "the lower half of a bank and banks $7E-$7F are not ROM"
        why = "LoROM shows 32 KiB of ROM in the upper half of each bank, so the bank counts in steps of 0x8000."
    else:
        bad = "bank == 0x7E || bank == 0x7F || ((bank & 0x40) == 0 && (address & 0x8000) == 0)"
        offset = f"({rom_bank}) * 0x10000u + (address & 0xFFFF)"
        rule = "banks $7E-$7F and the lower half of banks $00-$3F and $80-$BF are not ROM"
        why = "HiROM maps whole 64 KiB banks, and only the upper half shows through in banks $00-$3F and $80-$BF."
    reference = cpp(
        """
        @signature {
        @start  // Work RAM and the addresses below the ROM window hold no ROM.
          if (@bad) return @failed;
          uint32_t offset = @offset;
          if (offset >= @size) return @failed;
          return offset@header;
        }
        """,
        signature=function.signature,
        start="".join(f"  {line}\n" for line in lines),
        bad=bad,
        failed=failed,
        offset=offset,
        size=hexadecimal(size),
        header=f" + {hexadecimal(header)}" if header else "",
    )
    image = f"{hexadecimal(size)}-byte {mapping} image" + (" behind a 0x200-byte copier header" if header else "")
    where = "file offset" if header else "PC offset"
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that converts a {mapping} SNES address to the {where} in a {image}. Return {said} "
            f"for anything else: {rule}.",
            f"My editor needs the {where} of a SNES address ({mapping}, {image}; mirrors in the upper banks count). If "
            f"it is no ROM or past the end, give {said}; {rule}.",
            f"SNES -> {where}, {mapping}, {image}; {said} if not mapped ({rule}).",
            f"How do I translate a SNES bus address into the {where} of a {image} in C++? Note that {rule}; those, and "
            f"offsets outside the image, yield {said}.",
        ),
        references=(reference,),
        case=case,
        parameters={"mapping": mapping, "header": header, "size": size, "split": int(split), "failure": failure},
        explanation=why + (" The copier header moves everything up by 0x200." if header else ""),
    )
