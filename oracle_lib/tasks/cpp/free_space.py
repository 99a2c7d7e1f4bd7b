"""Finds free space: the first run of fill bytes that is long enough, aligned and inside one bank if the task says so."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, cpp, hexadecimal, make, rom

SUBJECT = "ROM layout"


def draw(rng: random.Random) -> Problem:
    fill = rng.choice((0xFF, 0xFF, 0x00))
    align = rng.choice((1, 1, 2, 0x10, 0x20))
    bank = rng.choice((0, 0x8000, 0x10000))
    start = rng.choice((0, rng.randrange(1, 0x40) * 0x80))
    missing = rng.choice(("-1", "nullopt", "size"))
    name = rng.choice(("FindFreeSpace", "find_free_space", "FreeRun", "locate_space"))
    returns = {"-1": "int", "nullopt": "std::optional<size_t>", "size": "size_t"}[missing]
    function = Function(returns, name, ((BYTES, "rom"), ("size_t", "length")))

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        edge = bank or 0x8000
        size = edge + 0x900 + start % 0x100
        runs: dict[int, bytes] = {}
        for _ in range(rng.randrange(0, 5)):
            places = (edge - rng.randrange(0x60), start + rng.randrange(0x100), rng.randrange(size - 0x80), size - 0x50)
            runs[rng.choice(places)] = bytes([fill]) * rng.randrange(4, 0x50)
        length = rng.choice((rng.randrange(4, 0x40), 0x20))
        if rng.choice((True, False)):  # long enough only across the edge
            runs[edge - max(align, length // 2 // align * align)] = bytes([fill]) * length
        image = rom(size, runs, seed=rng.getrandbits(32) | 1, mask=0x7E)
        free = (
            at
            for at in range(start, size - length + 1)
            if at % align == 0
            and (not bank or at // bank == (at + length - 1) // bank)
            and image.count(fill, at, at + length) == length
        )
        found = next(free, None)
        result: Value = found if found is not None else {"-1": -1, "nullopt": None, "size": size}[missing]
        return [image, length], [result]

    step = f"at += {align}" if align > 1 else "++at"
    first = -(-start // align) * align
    same = f"at / {hexadecimal(bank)} == (at + length - 1) / {hexadecimal(bank)}"
    test = f"rom.begin() + at, rom.begin() + at + length, [](uint8_t byte) {{ return byte == {hexadecimal(fill)}; }}"
    failed = {"-1": "-1", "nullopt": "std::nullopt", "size": "rom.size()"}[missing]
    reference = cpp(
        """
        @signature {
          for (size_t at = @first; at + length <= rom.size(); @step) {
        @bank    if (std::all_of(@test)) return at;
          }
          return @failed;
        }
        """,
        signature=function.signature,
        first=hexadecimal(first) if first else 0,
        step=step,
        bank=f"    if (!({same})) continue;\n" if bank else "",
        test=test,
        failed=failed,
    )
    rules = [f"search from offset {hexadecimal(start)}"] if start else []
    rules += [f"only offsets that are multiples of {align}"] if align > 1 else []
    rules += [f"the run must not cross a multiple of {hexadecimal(bank)}"] if bank else []
    rules += [f"return {'the size of the ROM' if missing == 'size' else failed} if there is none"]
    rule = "; ".join(rules)
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that finds the first run of `length` bytes {hexadecimal(fill)} in a ROM image: {rule}.",
            f"Find free space (`length` consecutive bytes {hexadecimal(fill)}) in `rom`; {rule}.",
            f"First free run of {hexadecimal(fill)} bytes: {rule}.",
            f"I want to insert code into my hack. Where are `length` unused bytes ({hexadecimal(fill)})? Note: {rule}.",
        ),
        references=(reference,),
        case=case,
        parameters={"fill": fill, "align": align, "bank": bank, "start": start, "missing": missing},
        explanation="Unused space in a ROM is filled with one byte, so a long enough run of it is free to take.",
    )
