"""Follows an entry of a table of 24-bit pointers, kept together or split into three byte tables, to a file offset."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.cpp import BYTES, Function, Value, hexadecimal, make, rom

SUBJECT = "pointer tables"


def draw(rng: random.Random) -> Problem:
    layout = rng.choice(("long", "long", "split", "word"))
    table = rng.randrange(0x10, 0x1000) * 0x40
    count = rng.randrange(4, 200)
    stride = rng.choice((3, 3, 3, 4, 5)) if layout == "long" else 1
    bank = rng.randrange(1, 0x10)
    write = rng.random() < 0.35
    mapping = rng.choice(("LoROM", "LoROM", "HiROM"))
    name = rng.choice(
        ("WritePointer", "set_pointer") if write else ("FollowPointer", "read_pointer", "DataOffset", "pointer_target")
    )
    parameters = (("std::vector<uint8_t>&" if write else BYTES, "rom"), ("int", "index"))
    function = Function(
        "void" if write else "uint32_t", name, (*parameters, *((("uint32_t", "target"),) if write else ()))
    )
    step = 0x8000 if mapping == "LoROM" else 0x10000

    def case(rng: random.Random) -> tuple[list[Value], list[Value]]:
        index = rng.choice((rng.randrange(count), 0, count - 1))
        target = bank * step + rng.randrange(step) if layout == "word" else rng.randrange(0x200000)
        high, low = divmod(target, step)
        address = (high << 16 | low | 0x8000) if mapping == "LoROM" else (high | 0xC0) << 16 | low
        data = address.to_bytes(3, "little")

        def image(data: bytes) -> Value:
            places = {
                "long": {table + index * stride: data},
                "word": {table + index * 2: data[:2]},
                "split": {table + part * count + index: data[part : part + 1] for part in range(3)},
            }[layout]
            return rom(table + max(3, stride) * count, places)

        return ([image(bytes(3)), index, target], [image(data)]) if write else ([image(data), index], [target])

    at = {
        "long": f"{hexadecimal(table)} + index * {stride}",
        "word": f"{hexadecimal(table)} + index * 2",
        "split": f"{hexadecimal(table)} + index",
    }[layout]
    apart = count if layout == "split" else 1
    bank_of = {"LoROM": "({} & 0x7F) * 0x8000u", "HiROM": "({} & 0x3F) * 0x10000u"}[mapping]
    lines = [f"size_t at = {at};"]
    if write:
        address = {
            "LoROM": "target / 0x8000 << 16 | 0x8000 | (target & 0x7FFF)",
            "HiROM": "0xC00000 | target",
        }[mapping]
        lines.append(f"uint32_t address = {address};")
        lines += [
            f"rom[at{f' + {part * apart}' if part else ''}] = address{f' >> {8 * part}' if part else ''} & 0xFF;"
            for part in range(2 if layout == "word" else 3)
        ]
    else:
        lines.append(f"uint32_t low = rom[at] | rom[at + {apart}] << 8;")
        first = f"{hexadecimal(bank * step)}" if layout == "word" else bank_of.format(f"rom[at + {2 * apart}]")
        lines.append(f"return {first} + {'(low & 0x7FFF)' if mapping == 'LoROM' else 'low'};")
    reference = "\n".join([f"{function.signature} {{", *(f"  {line}" for line in lines), "}"])
    where = {
        "long": f"the table of {count} 24-bit little-endian pointers at PC offset {hexadecimal(table)}"
        + (f" (entries are {stride} bytes apart)" if stride > 3 else ""),
        "word": f"the table of {count} 16-bit little-endian pointers into bank ${bank | (0xC0 if mapping == 'HiROM' else 0):02X} "
        f"at PC offset {hexadecimal(table)}",
        "split": f"the pointers kept as three tables of {count} bytes (low, high and bank bytes, one table after the other) "
        f"from PC offset {hexadecimal(table)}",
    }[layout]
    kind = f"{mapping}, no copier header"
    said = (
        f"makes entry `index` of {where} point to the PC offset `target` ({kind}"
        + ("; banks from $00)" if mapping == "LoROM" else "; banks from $C0)")
        if write
        else f"returns the PC offset to which entry `index` of {where} points ({kind})"
    )
    return make(
        __name__,
        SUBJECT,
        rng,
        function,
        asks=(
            f"Write a C++ function that {said}.",
            f"I need a function that {said}.",
            f"Pointer helper: it {said}.",
            f"For a ROM editor: a C++ function that {said}.",
        ),
        references=(reference,),
        case=case,
        parameters={
            "layout": layout,
            "table": table,
            "count": count if layout == "split" else 0,
            "stride": stride,
            "bank": bank if layout == "word" else 0,
            "write": int(write),
            "mapping": mapping,
        },
        explanation="Bytes stand low first. "
        + (
            "A LoROM bank holds 0x8000 bytes of the file and shows them at $8000-$FFFF."
            if mapping == "LoROM"
            else "HiROM banks from $C0 hold 0x10000 bytes of the file each."
        ),
    )
