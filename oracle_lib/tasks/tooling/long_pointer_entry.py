"""An entry of a table of 24-bit pointers: where it stands, where it leads, and where that is in the file."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import offset_of
from oracle_lib.tasks.kit.tooling import code, dump, hexadecimal, question, snes
from oracle_lib.verify import assemble

SUBJECT = "pointer tables across banks"
_TABLES = ("room", "message", "sprite graphics", "map", "song", "palette", "tileset", "cutscene")


def draw(rng: random.Random) -> Problem:
    what, count = rng.choice(_TABLES), rng.randrange(8, 17)
    table = rng.randrange(0x01, 0x20) << 16 | rng.randrange(0x8000, 0xFE00)
    bank = rng.randrange(0x20, 0x60)
    places = []
    offset = bank << 15 | rng.randrange(0x2000)
    for _ in range(count):
        places.append(offset >> 15 << 16 | 0x8000 | offset & 0x7FFF)
        offset += rng.randrange(0x100, 0x1800)
    shuffled = rng.sample(places, count)
    # The table is assembled, as a hack would write it.
    assembly = assemble(f"org {snes(table)}\ndl " + ",".join(map(snes, shuffled)), backend="own")
    number = rng.randrange(count)
    target = shuffled[number]
    entry = table + 3 * number
    three = assembly.code[3 * number : 3 * number + 3].hex(" ").upper()
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"Where does the pointer of {what} {number} lead, and at which offset of the file is the data? The table "
            "counts from "
            "0.",
            f"I want to edit {what} number ${number:02X}. Its pointer is in this table; which SNES address and which "
            "file offset "
            "do I get?",
            f"Entry ${number:02X} of this `dl` table: target and file offset?",
            f"The game loads the {what} data through 24-bit pointers. Follow entry {number} (the first is 0) to its "
            "data, as the "
            "CPU sees it and in the file.",
            f"Read entry {number} of the {what} pointers and convert it to a file offset.",
        ),
        input=f"LoROM, no copier header. The table at {snes(table)}, three bytes an entry, low byte first:\n\n"
        f"{code(dump(table, assembly.code), '')}",
        reasoning=f"Entry {number} stands 3 * {number} = {3 * number} bytes into the table, at {snes(entry)}: {three}, "
        "that is "
        f"{snes(target)}. (${target >> 16:02X} & $7F) * $8000 + (${target & 0xFFFF:04X} & $7FFF) = "
        f"{hexadecimal(offset_of('LoROM', target))}.",
        facts={"address": target, "offset": offset_of("LoROM", target)},
        parameters={"table": assembly.code.hex(), "at": table, "entry": number},
    )
