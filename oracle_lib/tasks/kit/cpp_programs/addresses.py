"""Functions on addresses and places: banks and offsets of drawn mappings, cells and offsets of drawn maps, alignment."""

import random
from typing import Any

from oracle_lib.tasks.kit.cpp_programs.pieces import hexa, titled
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program


def mapping(choices: Choices) -> Program:
    """Between offsets in a file and addresses of the console, with a drawn size of banks, window and header."""
    size = choices.pick("bank size", (0x8000, 0x8000, 0x4000, 0x2000, 0x10000, 0x1000))
    window = choices.pick("window", (0x8000, 0x6000, 0x0000, 0x4000, 0xC000)) if size < 0x10000 else 0
    window = 0x8000 if window + size > 0x10000 else window
    first = choices.pick("first", (0x00, 0x80, 0xC0, 0x40, 0x20, 0x08))
    header = choices.pick("header", (0, 0, 0x200, 0x10, 0x40))
    action = choices.pick(
        "action", ("to address", "to address", "to offset", "to offset", "left", "crosses", "next", "valid", "bank")
    )
    failure = choices.pick("failure", ("", "none", "-1"))
    mirror = choices.pick("mirror", ("", "", "or"))
    number = choices.number("banks", 0x10, 0x3F)
    shift = size.bit_length() - 1
    manner = choices.pick("manner", ("divide", "shift"))
    chip = choices.pick("chip", ("cartridge", "console", "coprocessor", "save chip"))
    draft = Draft("", "address mapping")
    described = f"The {chip} maps the ROM in banks of {hexa(size)} bytes: bank {hexa(first)} shows the first {hexa(size)} bytes at addresses {hexa(window)}-{hexa(window + size - 1)}, the next bank the next ones, and so on."
    behind = (
        f" The file has a header of {hexa(header)} bytes before the ROM; offsets in the file count it."
        if header
        else ""
    )
    less = f"offset - {hexa(header)}" if header else "offset"
    bank = f"{'(' + less + ')' if header else less} {f'// {hexa(size)}' if manner == 'divide' else f'>> {shift}'}"
    rest = (
        f"{'(' + less + ')' if header else less} {f'% {hexa(size)}' if manner == 'divide' else f'& {hexa(size - 1)}'}"
    )
    top = number * size + header

    def offsets(rng: random.Random) -> int:
        edge = rng.randrange(1, number) * size
        return rng.choice((rng.randrange(number * size), edge, edge - 1, 0, number * size - 1)) + header

    if action == "to address":
        draft.parameters, draft.returns = [("u32", "offset")], "u32"
        if failure:
            draft.returns = "opt[u32]" if failure == "none" else "int"
            draft.add(
                f"if offset < {hexa(header)} or offset >= {hexa(top)}:" if header else f"if offset >= {hexa(top)}:"
            )
            draft.add("    return None" if failure == "none" else "    return -1")
            draft.rules.append(
                f"The ROM has {hexa(number)} banks; return {'`std::nullopt`' if failure == 'none' else '-1'} for an offset outside of it."
            )
        bank_text = f"{hexa(first)} + ({bank})" if first else bank
        local_bank = f"(({bank_text}) << 16)" if first else f"(({bank}) << 16)"
        if choices.chance("locals", 0.5):
            draft.add(
                f"bank: u32 = {bank_text}",
                f"address: u32 = {f'{hexa(window)} + ' if window else ''}({rest})",
                "return bank << 16 | address",
            )
        else:
            draft.add(f"return {local_bank} | ({f'{hexa(window)} + ' if window else ''}({rest}))")
        draft.does = "turns an offset in the file into a 24-bit address (bank in the upper byte)"
        draft.name = titled(
            choices, choices.pick("verb", ("to address", "map offset", "offset to address", "file to bus"))
        )
        draft.rules = [described + behind, *draft.rules]
        return draft.finish(
            lambda rng: [rng.choice((offsets(rng), top, top - 1, header // 2)) if failure else offsets(rng)]
        )
    if action in ("to offset", "valid"):
        draft.parameters = [("u32", "address")]
        draft.add("bank: int = address >> 16", "low: int = address & 0xFFFF")
        tests = []
        if mirror and first < 0x80:
            draft.add("bank &= 0x7F")
            draft.rules.append("Bit 7 of the bank does not matter.")
        banks = min(number, 0x100 - first, 0x80 - first if mirror and first < 0x80 else 0x100)
        if failure or action == "valid":
            tests = [f"bank < {hexa(first)}"] * bool(first) + (
                [f"bank >= {hexa(first + banks)}"] if first + banks < 0x100 else []
            )
            tests += [f"low < {hexa(window)}"] * bool(window) + [f"low >= {hexa(window + size)}"] * (
                window + size < 0x10000
            )
            tests = tests or [f"bank >= {hexa(first + banks)}"]
        result = f"(bank - {hexa(first)}) * {hexa(size)}" if first else f"bank * {hexa(size)}"
        result += f" + low - {hexa(window)}" if window else " + low"
        result += f" + {hexa(header)}" if header else ""
        if action == "valid":
            draft.returns = "bool"
            draft.add(f"return not ({' or '.join(tests)})")
            draft.does = "tells whether a 24-bit address (bank in the upper byte) shows a byte of the ROM"
            draft.rules = [described, f"The ROM has {hexa(banks)} banks.", *draft.rules]
            draft.name = titled(choices, choices.pick("verb", ("is rom address", "in rom", "is mapped")))
        else:
            draft.returns = {"": "int", "none": "opt[u32]", "-1": "int"}[failure]
            if failure:
                draft.add(f"if {' or '.join(tests)}:", "    return None" if failure == "none" else "    return -1")
                draft.rules.append(
                    f"The ROM has {hexa(banks)} banks; return {'`std::nullopt`' if failure == 'none' else '-1'} for an address that shows no byte of it."
                )
            else:
                draft.rules.append("The address shows a byte of the ROM.")
            draft.add(f"return {result}")
            draft.does = "turns a 24-bit address (bank in the upper byte) into an offset in the file"
            draft.rules = [described + behind, *draft.rules]
            draft.name = titled(
                choices, choices.pick("verb", ("to offset", "address to offset", "bus to file", "pc offset"))
            )

        def addresses(rng: random.Random) -> list[Any]:
            bank = first + rng.randrange(banks)
            low = window + rng.choice((0, size - 1, rng.randrange(size)))
            if failure or action == "valid":
                bank = rng.choice((bank, bank, first + banks, max(first - 1, 0))) & 0xFF
                low = rng.choice((low, low, window + size, max(window - 1, 0))) & 0xFFFF
            if mirror and first < 0x80:
                bank ^= rng.choice((0, 0x80))
            return [bank << 16 | low]

        return draft.finish(addresses)
    draft.parameters = [("u32", "offset")]
    draft.rules = [
        f"Banks are {hexa(size)} bytes, the first one starting at {f'offset {hexa(header)}, behind the header' if header else 'offset 0'}."
    ]
    if action == "left":
        draft.returns = "u32"
        draft.add(f"return {hexa(size)} - ({rest})")
        draft.does = "returns how many bytes the bank of the file's `offset` has left, that byte included"
        draft.name = titled(choices, choices.pick("verb", ("bytes left", "room in bank", "left in bank")))
    elif action == "next":
        draft.returns = "u32"
        draft.add(f"return (({bank}) + 1) * {hexa(size)}" + (f" + {hexa(header)}" if header else ""))
        draft.does = "returns the offset at which the bank after that of `offset` starts"
        draft.name = titled(choices, choices.pick("verb", ("next bank", "bank end", "next bank start")))
    elif action == "bank":
        draft.returns = "int"
        draft.add(f"return {hexa(first)} + ({bank})" if first else f"return {bank}")
        draft.does = f"returns the number of the bank that shows the file's `offset`; the first bank is {hexa(first)}"
        draft.name = titled(choices, choices.pick("verb", ("bank of", "bank number", "offset bank")))
    else:
        draft.parameters.append(("u32", "length"))
        draft.returns = "bool"
        last = f"(offset + length - 1{f' - {hexa(header)}' if header else ''})"
        draft.add(f"return {bank} != {last} {f'// {hexa(size)}' if manner == 'divide' else f'>> {shift}'}")
        draft.does = "tells whether `length` bytes from `offset` cross from one bank into another"
        draft.rules.append("`length` is at least 1.")
        draft.name = titled(choices, choices.pick("verb", ("crosses bank", "spans banks", "splits bank")))

        def spans(rng: random.Random) -> list[Any]:
            start = offsets(rng)
            room = size - (start - header) % size
            return [start, max(1, rng.choice((room, room + 1, room - 1, rng.randrange(1, 600))))]

        return draft.finish(spans)
    return draft.finish(lambda rng: [offsets(rng)])


def map_place(choices: Choices) -> Program:
    """Between the column and row of a cell and where it lies in memory, in maps made of screens, blocks or bit planes."""
    cell = choices.pick("cell", (1, 2, 2, 4))
    across, down = choices.pick("across", (2, 4, 8, 3)), choices.pick("down", (2, 4, 1, 8))
    wide, tall = choices.pick("wide", (16, 32, 8, 10, 64)), choices.pick("tall", (16, 32, 8, 12))
    blocks_by_column = choices.chance("block columns", 0.3)
    cells_by_column = choices.chance("cell columns", 0.3)
    base = choices.pick("base", (0, 0, 0x400, 0x2000, 0x7E, 0x1800))
    pixels = choices.pick("pixels", (0, 0, 8, 16))
    wrap = choices.chance("wrap", 0.3)
    action = choices.pick("action", ("offset", "offset", "offset", "position", "inside"))
    block = choices.pick("block", ("screen", "block", "quadrant", "page", "area"))
    columns, rows = across * wide, down * tall
    draft = Draft("", "map layout")
    order = f"{'column by column' if blocks_by_column else 'row by row'}"
    inner = f"{'column by column' if cells_by_column else 'row by row'}"
    draft.rules = [
        f"The map is {columns} by {rows} cells, made of {across} by {down} {block}s of {wide} by {tall} cells. The {block}s follow each other {order}, the cells of each {inner}; a cell takes {cell} byte{'s' * (cell > 1)}."
    ]
    area = wide * tall
    x, y = ("x", "y") if not pixels else (f"x // {pixels}", f"y // {pixels}")
    if action == "position":
        draft.parameters, draft.returns = [("int", "offset")], "arr[int, 2]"
        unit = f" // {cell}" if cell > 1 else ""
        index = f"(offset - {hexa(base)}){unit}" if base else f"offset{unit}"
        draft.add(f"cell: int = {index}", f"{block}: int = cell // {area}", f"rest: int = cell % {area}")
        bx, by = (
            (f"{block} // {down}", f"{block} % {down}")
            if blocks_by_column
            else (f"{block} % {across}", f"{block} // {across}")
        )
        cx, cy = (f"rest // {tall}", f"rest % {tall}") if cells_by_column else (f"rest % {wide}", f"rest // {wide}")
        draft.add(f"x: int = {bx} * {wide} + {cx}", f"y: int = {by} * {tall} + {cy}")
        draft.add(f"return [x * {pixels}, y * {pixels}]" if pixels else "return [x, y]")
        draft.does = f"returns the {f'pixel position of the upper left corner (a cell is {pixels}x{pixels} pixels)' if pixels else 'column and the row'} of the cell at byte `offset`"
        draft.name = titled(choices, choices.pick("verb", ("cell at", "position of", "cell of offset")))
        draft.rules += [f"The map starts at offset {hexa(base)}."] if base else []
        return draft.finish(lambda rng: [base + rng.randrange(columns * rows) * cell + rng.randrange(cell)])
    draft.parameters = [("int", "x"), ("int", "y")]
    if action == "inside":
        edge = choices.number("edge", 1, 4)
        draft.returns = "bool"
        draft.add(f"return {edge} <= {x} < {columns - edge} and {edge} <= {y} < {rows - edge}")
        draft.does = f"tells whether {'pixel' if pixels else 'cell'} (`x`, `y`) is on the map and not among the outer {edge if edge > 1 else ''} {'rings' if edge > 1 else 'ring'} of cells".replace(
            "  ", " "
        )
        draft.rules = [
            f"The map is {columns} by {rows} cells{f' of {pixels}x{pixels} pixels' if pixels else ''}. x and y are not negative."
        ]
        draft.name = titled(choices, choices.pick("verb", ("is inside", "in bounds", "within map")))
        scale = pixels or 1
        return draft.finish(
            lambda rng: [
                rng.choice(
                    (
                        rng.randrange(columns * scale),
                        edge * scale,
                        edge * scale - 1,
                        (columns - edge) * scale,
                        (columns - edge) * scale - 1,
                    )
                ),
                rng.choice((rng.randrange(rows * scale), rng.randrange(rows * scale), (rows - edge) * scale)),
            ]
        )
    if pixels:
        draft.add(f"column: int = {x}", f"row: int = {y}")
        draft.rules.append(f"`x` and `y` are pixels; a cell is {pixels}x{pixels} pixels.")
    elif wrap:
        draft.add("column: int = x", "row: int = y")
    c, r = ("column", "row") if pixels or wrap else ("x", "y")
    if wrap:
        draft.add(f"column %= {columns}", f"row %= {rows}")
        draft.rules.append(
            "A place beyond the right or the lower edge means the one that many columns or rows from the left or upper edge."
        )
    number = (
        f"{c} // {wide} * {down} + {r} // {tall}" if blocks_by_column else f"{r} // {tall} * {across} + {c} // {wide}"
    )
    inside = f"{c} % {wide} * {tall} + {r} % {tall}" if cells_by_column else f"{r} % {tall} * {wide} + {c} % {wide}"
    draft.add(f"{block}: int = {number}", f"cell: int = {inside}")
    total = f"({block} * {area} + cell) * {cell}" if cell > 1 else f"{block} * {area} + cell"
    draft.add(f"return {hexa(base)} + {total}" if base else f"return {total}")
    draft.returns = choices.pick("returned", ("int", "size", "u32"))
    draft.does = (
        f"returns the offset of the cell {'that covers pixel' if pixels else 'at column `x` and row `y`:'} (`x`, `y`)"
        if pixels
        else "returns the byte offset of the cell at column `x` and row `y`"
    )
    draft.rules += [f"The map starts at offset {hexa(base)}."] if base else []
    draft.name = titled(choices, choices.pick("verb", ("cell offset", "map offset", "tile address", "offset of")))
    scale = pixels or 1
    more = 2 if wrap else 1
    return draft.finish(lambda rng: [rng.randrange(columns * scale * more), rng.randrange(rows * scale * more)])


def arithmetic(choices: Choices) -> Program:
    """One or two numbers through a chain of two or three steps: wrapping, clamping, scaling, moving bits."""
    count = choices.number("steps", 2, 4)
    name = choices.pick("value", ("value", "speed", "x", "health", "timer", "angle", "volume", "frame"))
    low, high = choices.pick("range", ((0, 255), (0, 65535), (-128, 127), (-1000, 1000), (0, 999)))
    draft = Draft("", f"{name} arithmetic", parameters=[("int", name)], returns="int")
    other = choices.pick("other", ("", "", "amount", "limit", "scale"))
    if other:
        draft.parameters.append(("int", other))
    result = "result"
    said: list[str] = []
    least, most = low, high
    draft.add(f"{result}: int = {name}")
    for index in range(count):
        k = choices.number(f"k {index}", 2, 60)
        n = choices.number(f"n {index}", 2, 9)
        bit = choices.number(f"bit {index}", 1, 5)
        options: list[tuple[str, list[str], int, int]] = [
            (f"add {k}", [f"{result} += {k}"], least + k, most + k),
            (f"subtract {k}", [f"{result} -= {k}"], least - k, most - k),
            (f"multiply by {n}", [f"{result} *= {n}"], least * n, most * n),
            (
                f"limit it to at most {k * n}",
                [f"{result} = min({result}, {k * n})"],
                min(least, k * n),
                min(most, k * n),
            ),
            (f"make it at least {k}", [f"{result} = max({result}, {k})"], max(least, k), max(most, k)),
            (f"clamp it to the range from {k} to {k * n}", [f"{result} = min(max({result}, {k}), {k * n})"], k, k * n),
            ("take its absolute value", [f"{result} = abs({result})"], 0, max(abs(least), abs(most))),
            (
                f"if it is above {k}, subtract {k} once",
                [f"if {result} > {k}:", f"    {result} -= {k}"],
                least - k,
                most,
            ),
            (
                f"if it is negative, add {hexa(k * 4)} once",
                [f"if {result} < 0:", f"    {result} += {hexa(k * 4)}"],
                least,
                max(most, k * 4),
            ),
            ("negate it", [f"{result} = -{result}"], -most, -least),
            (f"if it is a multiple of {n}, add 1", [f"if {result} % {n} == 0:", f"    {result} += 1"], least, most + 1),
        ]
        if least >= 0:
            options += [
                (f"divide by {n}, rounding down", [f"{result} //= {n}"], 0, most // n),
                (f"divide by {n}, rounding up", [f"{result} = ({result} + {n - 1}) // {n}"], 0, most // n + 1),
                (
                    f"divide by {n}, rounding to the nearest (halves up)",
                    [f"{result} = ({result} * 2 + {n}) // {2 * n}"],
                    0,
                    most // n + 1,
                ),
                (f"take the remainder by {k}", [f"{result} %= {k}"], 0, k - 1),
                (
                    f"shift it right by {bit} bits" if bit > 1 else "shift it right by one bit",
                    [f"{result} >>= {bit}"],
                    0,
                    most >> bit,
                ),
                (
                    f"keep only its low {bit + 2} bits",
                    [f"{result} &= {hexa((1 << bit + 2) - 1)}"],
                    0,
                    (1 << bit + 2) - 1,
                ),
                (f"flip its bit {bit}", [f"{result} ^= {hexa(1 << bit)}"], 0, most + (1 << bit)),
                (f"round it down to a multiple of {n}", [f"{result} = {result} // {n} * {n}"], 0, most),
                (f"round it up to a multiple of {n}", [f"{result} = ({result} + {n - 1}) // {n} * {n}"], 0, most + n),
                (
                    "keep its low byte and take that as a signed number",
                    [f"{result} &= 0xFF", f"if {result} >= 0x80:", f"    {result} -= 0x100"],
                    -128,
                    127,
                ),
                (
                    "swap the nibbles of its low byte and drop the rest",
                    [f"{result} = (({result} & 0xF) << 4) | (({result} >> 4) & 0xF)"],
                    0,
                    255,
                ),
            ]
        if other:
            options += [
                (f"add `{other}`", [f"{result} += {other}"], least, most + 20),
                (f"subtract `{other}`", [f"{result} -= {other}"], least - 20, most),
                (f"limit it to at most `{other}`", [f"{result} = min({result}, {other})"], min(least, 0), most),
            ] * 2
        text, lines, least, most = choices.pick(f"step {index}", options)
        if other and index == count - 1 and not any(f"`{other}`" in step for step in said) and f"`{other}`" not in text:
            text, lines = f"add `{other}`", [f"{result} += {other}"]
        said.append(text)
        draft.add(*lines)
        least, most = max(least, -(10**6)), min(most, 10**6)
    draft.add(f"return {result}")
    draft.does = f"takes `{name}` through {count} steps and returns the result"
    steps = [f"{'First' if index == 0 else 'then'} {step}" for index, step in enumerate(said)]
    draft.rules = [
        "; ".join(steps) + ".",
        f"`{name}` is from {low} to {high}" + (f", `{other}` from 0 to 20." if other else "."),
    ]
    draft.name = titled(choices, choices.pick("verb", ("adjust", "compute", "next", "scale", "update")), name)

    def arguments(rng: random.Random) -> list[Any]:
        value = rng.choice((rng.randrange(low, high + 1), rng.randrange(max(low, -70), min(high, 70) + 1), low, high))
        return [value, *([rng.randrange(21)] if other else [])]

    return draft.finish(arguments)


ADDRESSES = (mapping, mapping, map_place)
ARITHMETIC = (arithmetic,)
