"""Which variable of a memory map a WRAM address belongs to, and which entry of it, whichever mirror names it."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import LETTERS, plural, question, snes

SUBJECT = "address maps"
_NAMES = (
    "sprite X positions", "sprite Y positions", "sprite states", "sprite timers", "item slots", "room flags",
    "pushed blocks", "particle lives", "sound queue", "door states", "bomb timers", "enemy health", "torch timers",
    "palette fades", "chest flags", "quest steps",
)  # fmt: skip


def draw(rng: random.Random) -> Problem:
    place = rng.randrange(0x0300, 0x0E00)
    rows: list[tuple[str, int, int, int]] = []
    for name in rng.sample(_NAMES, 6):
        count, size = rng.choice((4, 6, 8, 10, 12, 16, 20, 24, 32)), rng.choice((1, 1, 2, 2, 3, 4))
        rows.append((name, place, count, size))
        place += count * size + rng.choice((0, 0, rng.randrange(1, 12)))
    which = rng.randrange(6)
    name, base, count, size = rows[which]
    entry, byte = rng.randrange(1, count), rng.randrange(size)
    low = base + entry * size + byte
    bank = rng.choice((0x7E, 0x7E, rng.randrange(0x00, 0x40), rng.randrange(0x80, 0xC0)))
    address = bank << 16 | low
    listed = "\n".join(
        f"{letter}) {said}: ${first:04X}, {number} entries of {plural(of, 'byte')}"
        for letter, (said, first, number, of) in zip(LETTERS, rows, strict=True)
    )
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            f"Which variable does {snes(address)} belong to, and how far from its start is it?",
            f"Something overwrites {snes(address)}. What lives there, by my map?",
            f"{snes(address)}: which table, which offset in it?",
            f"A write breakpoint stopped at {snes(address)}. Look it up in the map: whose byte is that, and at which "
            "offset of its table?",
            f"My watch window shows {snes(address)} change each frame. Which of these is it, and which entry?",
        ),
        input="The map, with addresses in the first 8 KiB of WRAM (which banks $00-$3F and $80-$BF "
        f"mirror):\n\n{listed}",
        reasoning=(f"Bank ${bank:02X} shows the first 8 KiB of WRAM at $0000-$1FFF, so it is $7E{low:04X}. "
                   if bank != 0x7E else "")
        + f"{name[0].upper()}{name[1:]} take ${base:04X} to ${base + count * size - 1:04X}. ${low:04X} - ${base:04X} = "
        f"${low - base:02X}; with {plural(size, 'byte')} an entry that is entry {entry}"
        + (f", byte {byte} of it." if size > 1 else "."),
        facts={"choice": LETTERS[which], "offset": low - base},
        parameters={"map": listed, "address": address},
    )  # fmt: skip
