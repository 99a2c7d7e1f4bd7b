"""A BRK after a jump through a table: which entry sent the processor there, and which index chose it."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.crashes import LOW_WRAM, Astray, Moment, follow, image_of
from oracle_lib.tasks.kit.tooling import code, dump, question, snes
from oracle_lib.verify import assemble

SUBJECT = "wild jumps"
_STATES = ("SpriteState", "RoomTag", "MenuMode", "BossPhase", "ItemEffect", "DoorKind", "TextCommand", "EnemyAction")


def draw(rng: random.Random) -> Problem:
    while True:
        name, count, variable = rng.choice(_STATES), rng.randrange(4, 11), rng.randrange(0x0700, 0x0FF0)
        bank, origin = rng.randrange(0x01, 0x40), rng.randrange(0x8000, 0xE000)
        first = rng.randrange(origin + 0x80, 0xF000)
        entries = [first + rng.randrange(4, 0x60) * place for place in range(1, count + 1)]
        bad = rng.randrange(count)
        entries[bad] = rng.choice(
            (entries[bad] ^ 0x8000, rng.randrange(0x0000, 0x1000), entries[bad] >> 8 | (entries[bad] & 0xFF) << 8)
        )
        text = listing(
            f"Run{name}:\nLDA.w ${variable:04X}\nASL\nTAX\nJMP (.table,X)\n.table\n"
            + "\n".join(f"dw ${entry:04X}" for entry in entries)
        )
        shown = listing(f"Run{name}:\nLDA.w ${variable:04X}\nASL\nTAX\nJMP (.table,X)\n.table")
        assembly = assemble(text, origin=bank << 16 | origin, backend="own")
        wram = bytearray(LOW_WRAM)
        wram[variable] = bad
        flags = {flag: flag in "mx" for flag in "nvmxdizc"}
        start = Moment(bank << 16 | origin, {"a": 0, "x": 0, "y": 0, "d": 0, "db": bank, "s": 0x01F3}, flags)  # type: ignore[arg-type]
        try:
            crash = follow(image_of(assembly), start, bytes(wram), 8)
        except Astray:
            continue
        if crash.stopped and crash.end.pc == (bank << 16 | entries[bad]) and entries.count(entries[bad]) == 1:
            break
    table = next(place for label, place in assembly.labels.items() if label.endswith("_table"))
    content = b"".join(entry.to_bytes(2, "little") for entry in entries)
    place = table + 2 * bad
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"The emulator stopped with a BRK at {snes(crash.end.pc)}. Which entry of the jump table sent it there, "
            "and "
            "with which X?",
            f"BRK at {snes(crash.end.pc)}, right after `Run{name}`. Find the bad table entry: its address and the "
            "value "
            "of X at the jump.",
            f"Wild jump to {snes(crash.end.pc)}: which word of the table is it?",
            f"My {name} dispatcher jumps to {snes(crash.end.pc)}, where there is no code. At which address do I have "
            "to "
            "mend the table, and what was in X?",
            f"Which pointer in this dump leads to {snes(crash.end.pc)}? Give me its address and the index in X.",
        ),
        input=f"{code(shown)}\n\nThe table lies at {snes(table)} and has {count} entries:\n\n"
        f"{code(dump(table, content), '')}\n\nA, X and Y are 8 bits wide.",
        reasoning=f"`JMP (.table,X)` stays in bank ${bank:02X}, so the word that it read is ${entries[bad]:04X}, in "
        "the "
        f"dump {content[2 * bad : 2 * bad + 2].hex(' ').upper()}, low byte first. That is entry {bad}, counted from 0: "
        f"{2 * bad} bytes into the table, at {snes(table)} + {2 * bad} = {snes(place)}. X is twice the index, and "
        f"${variable:04X} held {bad}.",
        facts={"address": place, "X": 2 * bad},
        parameters={"entries": content.hex(), "table": table, "bad": bad, "variable": variable},
    )
