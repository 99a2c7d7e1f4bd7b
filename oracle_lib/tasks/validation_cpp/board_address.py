"""Follows an address through a cartridge board: the banks that it answers in, the address lines that it leaves out."""

import random
import re

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import Function, Value, cpp, hexadecimal, make

SUBJECT = "address conversion"

WINDOWS = (
    (0x8000, 0xFFFF, (15,)),
    (0x0000, 0x7FFF, (15,)),
    (0xC000, 0xFFFF, (14, 15)),
    (0x6000, 0x7FFF, (13, 14, 15)),
    (0x0000, 0xFFFF, ()),
)
"""Where in a bank a board may answer, and the address lines that are the same all over that window."""


def draw(rng: random.Random) -> Problem:
    low, high, same = rng.choice(WINDOWS)
    extra = rng.sample((16, 17, 18, 19, 20), rng.choice((1, 1, 2)) if same else 2)
    mirrored = rng.random() < 0.5
    unwired = sorted((*same, *extra, *((23,) if mirrored else ())))
    first = rng.randrange(0x50)
    last = rng.randrange(max(first + 0x18, 0x48), 0x7E)
    size = 1 << rng.randrange(max(extra) + 2, 23) - len(same) - len(extra)
    base = rng.choice((0, 0, 0x200, rng.randrange(1, 0x20) * 0x8000))
    missing = rng.choice(("-1", "nullopt"))
    name = rng.choice(("BoardOffset", "map_address", "ChipOffset", "decode_address", "resolve", "MemoryOffset"))
    returns = "int" if missing == "-1" else "std::optional<uint32_t>"
    function = Function(returns, name, (("uint32_t", "address"),))

    def offset(address: int) -> Value:
        bank, place = divmod(address, 0x10000)
        banks = [*range(first, last + 1), *(range(first + 0x80, last + 0x81) if mirrored else ())]
        if bank not in banks or not low <= place <= high:
            return -1 if missing == "-1" else None
        digits = f"{address:024b}"
        wired = [digits[23 - line] for line in reversed(range(24)) if line not in unwired]
        return int("".join(wired), 2) % size + base

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        inside = rng.randrange(first, last + 1)
        place = rng.choice((low, high, rng.randrange(low, high + 1)))
        outside = [edge for edge in (low - 1, high + 1) if 0 <= edge <= 0xFFFF] or [place]
        bank, at = rng.choice(
            (
                (last, high),
                (first, low),
                (inside + 0x80, place),
                (inside, rng.choice(outside)),
                (rng.choice((last + 1, first + 0x7F)), place),
                (inside, place),
                (inside, rng.randrange(low, high + 1)),
            )
        )
        address = bank << 16 | at
        return [address], [offset(address)]

    plus = f" + {hexadecimal(base)}" if base else ""
    tests = [f"bank < {hexadecimal(first)}"] * (first > 0) + [f"bank > {hexadecimal(last)}"]
    tests += [f"place < {hexadecimal(low)}"] * (low > 0) + [f"place > {hexadecimal(high)}"] * (high < 0xFFFF)
    reference = cpp(
        """
        @signature {
          uint32_t bank = address >> 16@fold, place = address & 0xFFFF;
          if (@outside) return @missing;
          for (int line : {@lines}) {  // from the top, so that the lower ones keep their places
            uint32_t below = (1u << line) - 1;
            address = (address >> 1 & ~below) | (address & below);
          }
          return address % @size@base;
        }
        """,
        signature=function.signature,
        fold=" & 0x7F" if mirrored else "",
        outside=" || ".join(tests),
        missing="-1" if missing == "-1" else "std::nullopt",
        lines=", ".join(map(str, reversed(unwired))),
        size=hexadecimal(size),
        base=plus,
    )
    banks = f"banks ${first:02X}-${last:02X}" + (
        f" and, as a mirror, ${first + 0x80:02X}-${last + 0x80:02X}" * mirrored
    )
    bits = ", ".join(map(str, unwired[:-1])) + f" and {unwired[-1]}"
    lines = re.sub(r"\b(?=\d)", "A", bits)
    none = "-1" if missing == "-1" else "an empty optional"
    start = f" Add {hexadecimal(base)}, where the memory's contents begin in my file." if base else ""
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that finds the offset to which a cartridge board maps a 24-bit SNES address. Its memory of {hexadecimal(size)} bytes answers in {banks}, at ${low:04X}-${high:04X} of each bank; for any other address return {none}. Take bits {bits} out of the address (bit 0 is the lowest); what lies above a bit that is taken out moves down by one place. The number that is left, modulo {hexadecimal(size)}, is the offset in the memory.{start}",
            f"Which byte of a chip does `address` select? The chip has {hexadecimal(size)} bytes and sees only the address lines other than {lines}: those that remain, in their order, form its own address, and whatever is too large for it wraps around. It's selected in {banks}, at ${low:04X}-${high:04X}, both ends included. Elsewhere: {none}.{start}",
            f"I'm reading board descriptions in the style of an emulator's manifest: {banks}, addresses ${low:04X}-${high:04X}, size {hexadecimal(size)}, mask {hexadecimal(sum(1 << line for line in unwired))}. Bits that are set in the mask are deleted from the 24-bit address, each deletion shifting the higher bits down to close the gap; then take the remainder by the size.{start} An address that isn't in the ranges gives {none}.",
            f"24-bit address -> {none} unless it is in {banks} at ${low:04X}-${high:04X}; else (address with bits {bits} squeezed out, so that the bits left are contiguous) mod {hexadecimal(size)}{plus}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "low": low,
            "high": high,
            "unwired": " ".join(map(str, unwired)),
            "first": first,
            "last": last,
            "mirrored": int(mirrored),
            "size": size,
            "base": base,
            "missing": missing,
        },
        explanation="A line that is not connected is missing from the chip's address, so the bits above it move down by one.",
    )
