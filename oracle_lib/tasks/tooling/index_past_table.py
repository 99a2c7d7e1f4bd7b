"""A jump through a table with an index that is too large: where the processor lands, and what it read there."""

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
        name, count, variable = rng.choice(_STATES), rng.randrange(3, 7), rng.randrange(0x0700, 0x0FF0)
        bank, origin = rng.randrange(0x01, 0x40), rng.randrange(0x8000, 0xF000)
        long = rng.random() < 0.4
        lines = [f"Run{name}:", f"LDA.w ${variable:04X}", "ASL", "TAX", f"{'JSR' if long else 'JMP'} (.table,X)"]
        lines += ["RTS"] if long else []
        handlers = "\n".join(
            f".case{place}\nLDA #${rng.randrange(256):02X}\nSTA.w ${rng.randrange(0x700, 0x1000):04X}\nRTS"
            for place in range(count)
        )
        table = f".table\ndw {', '.join(f'.case{place}' for place in range(count))}\n"
        text = listing("\n".join(lines) + "\n" + table + handlers)
        assembly = assemble(text, origin=bank << 16 | origin, backend="own")
        at = next(place for label, place in assembly.labels.items() if label.endswith("_table"))
        index = count + rng.randrange(0, 5)
        wram = bytearray(LOW_WRAM)
        wram[variable] = index
        flags = {flag: flag in "mx" for flag in "nvmxdizc"}
        start = Moment(bank << 16 | origin, {"a": 0, "x": 0, "y": 0, "d": 0, "db": bank, "s": 0x01F3}, flags)  # type: ignore[arg-type]
        try:
            crash = follow(image_of(assembly), start, bytes(wram), 4)
        except Astray:
            continue
        held = image_of(assembly)
        word = held.get(at + 2 * index, 0) | held.get(at + 2 * index + 1, 0) << 8
        if crash.end.pc == (bank << 16 | word) and {at + 2 * index, at + 2 * index + 1} <= held.keys():
            break
    content = bytes(held[place] for place in range(at, at + 2 * count + 16) if place in held)
    read = at + 2 * index
    behind = f"{2 * index - 2 * count} bytes behind" if index > count else "right behind"
    return question(
        __name__,
        SUBJECT,
        Domain.ERRORS,
        (
            f"${variable:04X} holds ${index:02X} when `Run{name}` is called. The table has {count} entries. Where does "
            "the processor land?",
            f"I forgot to check the index of this jump table. With ${index:02X} in ${variable:04X}, which address is "
            "read from and where does it jump to?",
            f"Index ${index:02X}, {count} entries: where does the jump go?",
            f"The state at ${variable:04X} got the impossible value ${index:02X}. Work out from the dump which word is "
            "taken for a pointer, and where it leads.",
            f"Explain this crash: `Run{name}` runs with ${index:02X} in ${variable:04X}. At which address does it go "
            "on?",
        ),
        input=f"{code(text)}\n\nThe bytes from `.table` on:\n\n{code(dump(at, content), '')}\n\n"
        "A, X and Y are 8 bits wide. `offset` is how far from `.table` the word lies that is read.",
        reasoning=f"X is twice the index, ${2 * index:02X}. The word is read at {snes(at)} + {2 * index} = "
        f"{snes(read)}, {behind} the {count} entries: the code of the handlers. It is "
        f"{held[read]:02X} {held[read + 1]:02X}, low byte first ${word:04X}, and the bank stays ${bank:02X}.",
        facts={"address": crash.end.pc, "offset": 2 * index},
        parameters={"text": text, "origin": bank << 16 | origin, "index": index},
    )
