"""Functions that follow pointers through banks of a ROM, and that seal data with checksums or check the seal."""

import random
from typing import Any

from oracle_lib.tasks.kit.cpp import Rom, rom
from oracle_lib.tasks.kit.cpp_programs.pieces import (
    THEMES,
    Number,
    bits,
    fold,
    hexa,
    number,
    plural,
    taken,
    titled,
)
from oracle_lib.tasks.kit.cpp_programs.program import Choices, Draft, Program
from oracle_lib.tasks.kit.cpp_programs.walks import filled


def banked(choices: Choices) -> Program:
    """What a pointer of a table leads to: the pointer has two or three bytes, or its bytes lie in tables of their own."""
    theme = choices.pick("theme", tuple(THEMES))
    form = choices.pick("form", ("word", "word", "long", "long", "split", "split bank"))
    half = choices.chance("half banks", 0.7)  # LoROM's banks have 0x8000 bytes, at 0x8000
    size = 0x8000 if half else 0x10000
    first = choices.pick("first", (0, 0x80)) if half else 0xC0
    count = choices.number("count", 4, 40)
    table = choices.number("table", 1, 0x60) * 0x10
    bank = choices.number("bank", 1, 2) if half else 1
    what = choices.pick("what", ("offset", "byte", "word", "field", "list", "record", "write"))
    bounded = choices.chance("bounded", 0.3) and what in ("offset", "byte", "word", "field")
    failed = choices.pick("failed", ("-1", "none"))
    skip = choices.number("skip", 0, 5)
    value = number(choices, "value", (1, 2)) if what in ("field", "write") else Number(2 if what == "word" else 1)
    end = choices.pick("end", (0xFF, 0x00, 0x7F))
    length = choices.number("length", 2, 6)
    low = choices.number("low", 0, 4)
    span = choices.number("span", 1, 3)
    draft = Draft("", f"{theme} pointers", parameters=[("vec[u8]", "rom"), ("int", "index")])
    high, banks = table + count, table + 2 * count
    shown = "0x8000-0xFFFF" if half else "0-0xFFFF"
    mapping = f"Bank {hexa(first)} shows the first {hexa(size)} bytes of `rom` at addresses {shown}, the next bank the next ones, and so on."
    if form in ("word", "split"):
        draft.rules.append(f"The pointers are addresses in bank {hexa(first + bank)}.")
    if form == "word":
        draft.add(f"entry: size = {hexa(table)} + index * 2", "address: u16 = rom[entry] | rom[entry + 1] << 8")
        draft.rules.append(f"The table of little-endian 16-bit pointers is at offset {hexa(table)} of `rom`.")
    elif form == "long":
        draft.add(
            f"entry: size = {hexa(table)} + index * 3",
            "address: u16 = rom[entry] | rom[entry + 1] << 8",
            "bank: u8 = rom[entry + 2]",
        )
        draft.rules.append(
            f"The table of 24-bit pointers (low byte, high byte, bank) is at offset {hexa(table)} of `rom`."
        )
    else:
        draft.add(f"address: u16 = rom[{hexa(table)} + index] | rom[{hexa(high)} + index] << 8")
        draft.rules.append(
            f"The low bytes of all pointers are at offset {hexa(table)} of `rom`, their high bytes at {hexa(high)}"
            + (f", their banks at {hexa(banks)}." if form == "split bank" else ".")
        )
        if form == "split bank":
            draft.add(f"bank: u8 = rom[{hexa(banks)} + index]")
    draft.rules.append(mapping)
    inside = "(address & 0x7FFF)" if half else "address"
    if form in ("word", "split"):
        draft.add(f"at: size = {hexa(bank * size)} + {inside}")
    else:
        draft.add(
            f"at: size = (bank - {hexa(first)}) * {hexa(size)} + {inside}"
            if first
            else f"at: size = bank * {hexa(size)} + {inside}"
        )
    thing = f"{theme} number `index`"
    behind = f"{skip} byte{'s' * (skip > 1)} behind its start" if skip else "at its start"
    if what == "offset":
        draft.returns = "size"
        draft.add("return at")
        draft.does = f"returns the offset in `rom` at which {thing} starts"
    elif what in ("byte", "word"):
        draft.returns = value.kind
        draft.add(f"return {value.read('rom', 'at', skip)}")
        draft.does = f"returns the {value.said} of {thing} that is {behind}"
    elif what == "field":
        draft.returns = "int"
        label = choices.pick("label", THEMES[theme])
        draft.add(f"return {filled(taken('{x}', low, span, 8 * value.size), x=value.read('rom', 'at', skip))}")
        draft.does = f"returns the {label} of {thing}"
        draft.rules.append(f"It is {bits(low, span)} of the {value.said} {behind}.")
    elif what == "list":
        draft.returns = "vec[u8]"
        draft.add(
            "out: vec[u8] = []",
            f"while rom[at] != {hexa(end)}:",
            "    out.append(rom[at])",
            "    at += 1",
            "return out",
        )
        draft.does = f"returns the bytes of {thing}"
        draft.rules.append(f"A byte {hexa(end)}, which does not belong to it, ends it.")
    elif what == "record":
        draft.returns = "vec[u8]"
        draft.add(f"return rom[at:at + {length}]")
        draft.does = f"returns the {length} bytes of {thing}"
    else:
        draft.parameters = [("ref[vec[u8]]", "rom"), ("int", "index"), (value.kind, "value")]
        draft.add(*value.write("rom", "at", skip, "value"))
        draft.does = f"stores `value` in {thing}, as the {value.said} that is {behind}"
    if bounded:
        missing = "None" if failed == "none" else "-1"
        draft.returns = f"opt[{draft.returns}]" if failed == "none" else "int"
        draft.body = [f"if index < 0 or index >= {count}:", f"    return {missing}", *draft.body]
        draft.rules.append(
            f"There are {count} {plural(theme)}; return {'`std::nullopt`' if failed == 'none' else '-1'} for any other index."
        )
    verb = {"offset": ("find", "locate"), "write": ("set", "store")}.get(what, ("get", "read", "load"))
    draft.name = titled(
        choices,
        choices.pick("verb", verb),
        theme,
        {"offset": "offset", "list": "data", "record": "data"}.get(what, "value"),
    )

    def arguments(rng: random.Random) -> list[Any]:
        index = rng.randrange(count)
        chosen = bank if form in ("word", "split") else rng.randrange(1, bank + 1)
        address = (0x8000 if half else 0) + rng.choice((rng.randrange(0x800), rng.randrange(0x200)))
        start = chosen * size + (address & 0x7FFF if half else address)
        data = [rng.randrange(256) for _ in range(12)]
        if what == "list":
            data = [byte for byte in data[: rng.randrange(8)] if byte != end] + [end]
        patches = {start: bytes(data)}
        lower, upper = bytes([address & 0xFF]), bytes([address >> 8])
        if form == "word":
            patches[table + 2 * index] = lower + upper
        elif form == "long":
            patches[table + 3 * index] = lower + upper + bytes([first + chosen])
        else:
            patches |= {table + index: lower, high + index: upper, banks + index: bytes([first + chosen])}
        image: Rom = rom(bank * size + 0x900, patches)
        if bounded and rng.random() < 0.25:
            index = rng.choice((-1, count, count + 3))
        return [image, index, *([rng.randrange(value.mask + 1)] if what == "write" else [])]

    return draft.finish(arguments)


def sealed(choices: Choices) -> Program:
    """Writes a checksum into the data that it covers, or tells whether the one that is there is right."""
    action = choices.pick("action", ("write", "check", "check", "both"))
    name = choices.pick("buffer", ("sram", "save", "data", "rom", "block"))
    made = fold(choices, "sum", 8)
    tries = 0
    while made.kind not in ("u8", "u16") or any("{i}" in step for step in made.step):
        tries += 1
        made = fold(choices, f"sum {tries}", 8)
    wide = Number(1 if made.kind == "u8" else 2, choices.chance("big", 0.3))
    start = choices.number("start", 0, 8)
    stop = start + choices.number("length", 4, 12)
    seal = choices.pick("place", ("before", "behind", "behind"))
    spot = stop + choices.number("gap", 0, 2)
    if seal == "before":
        start, stop, spot = start + wide.size * 2, stop + wide.size * 2, 0
    extra = choices.pick("extra", ("", "complement", "xor"))
    mask = hexa(wide.mask)
    key = choices.number("key", 1, wide.mask)
    total = made.word
    draft = Draft("", "checksum")
    draft.parameters = [("ref[vec[u8]]" if action in ("write", "both") else "vec[u8]", name)]
    draft.add(f"{total}: {made.kind} = {made.start}", f"for i in range({hexa(start)}, {hexa(stop)}):")
    draft.add(*(filled(line, t=total, x=f"{name}[i]") for line in made.step), depth=1)
    draft.add(*([f"{total} ^= {hexa(key)}"] if extra == "xor" else []))
    second = f"{total} ^ {mask}"
    where = f"as a {wide.said} at offset {hexa(spot)}" if wide.size > 1 else f"in the byte at offset {hexa(spot)}"
    draft.rules = [
        f"The checksum is {made.said.replace('{x}', f'the bytes at offsets {hexa(start)} to {hexa(stop - 1)} of `{name}`')}"
        + (f", finally XORed with {hexa(key)}." if extra == "xor" else "."),
        *made.rules,
    ]
    draft.rules.append(
        f"It is stored {where}"
        + (
            f", and right behind it, in the same form, its complement (the checksum XOR {mask})."
            if extra == "complement"
            else "."
        )
    )
    tests = [
        f"({wide.read(name, '', spot)}) == {total}" if wide.size > 1 else f"{wide.read(name, '', spot)} == {total}"
    ]
    if extra == "complement":
        tests.append(f"({wide.read(name, '', spot + wide.size)}) == ({second})")
    writes = wide.write(name, "", spot, total)
    if extra == "complement":
        writes += [f"inverse: {made.kind} = {second}", *wide.write(name, "", spot + wide.size, "inverse")]
    if action == "write":
        draft.add(*writes)
        draft.does = f"computes the checksum of `{name}` and stores it there"
    elif action == "check":
        draft.returns = "bool"
        draft.add(f"return {' and '.join(tests)}")
        draft.does = f"tells whether the checksum stored in `{name}` is right"
    else:
        draft.returns = "bool"
        draft.add(f"if {' and '.join(tests)}:", "    return False", *writes, "return True")
        draft.does = f"corrects the checksum stored in `{name}` and tells whether it was wrong"
    draft.name = titled(
        choices,
        choices.pick(
            "verb",
            {"write": ("update", "write", "seal"), "check": ("verify", "check", "is valid"), "both": ("fix", "repair")}[
                action
            ],
        ),
        "checksum",
    )
    size = max(stop, spot + 2 * wide.size) + 2
    plain = draft.finish(lambda rng: [])

    def arguments(rng: random.Random) -> list[Any]:
        data = [rng.choice((rng.randrange(256), rng.randrange(4), 0xFF)) for _ in range(size)]
        if action != "write" and rng.random() < 0.6:
            data = _sealed(data)
            if rng.random() < 0.3:
                place = rng.choice((spot, start, spot + wide.size))
                data[place] ^= 1 << rng.randrange(8)
        return [data]

    def _sealed(data: list[int]) -> list[int]:
        sealer = Draft(
            "seal", "", parameters=[("ref[vec[u8]]", name)], body=[*draft.body[: _summing(draft.body)], *writes]
        )
        return list(sealer.finish(lambda rng: []).code.run([data])[0])

    return Program(plain.code, plain.does, plain.rules, arguments, plain.topic)


def _summing(body: list[str]) -> int:
    """How many lines come before the checksum is compared or written."""
    return next(
        index for index, line in enumerate(body) if index > 1 and not line.startswith(" ") and "^= " not in line
    )


BANKED = (banked,)
SEALED = (sealed,)
