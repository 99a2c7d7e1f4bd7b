"""How much of a bank is left after some blocks were put there one behind the other, and where the next one goes."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import question, snes
from oracle_lib.verify import assemble

SUBJECT = "free space"
_NAMES = ("boss code", "text script", "palette table", "door table", "sprite code", "map data", "sound table",
          "menu code", "item code", "room headers", "tile data", "enemy table")  # fmt: skip


def draw(rng: random.Random) -> Problem:
    bank, first = rng.randrange(0x10, 0x40), rng.randrange(0x800, 0xE00) << 4
    tag, align = rng.choice((0, 8)), rng.choice((1, 1, 2, 0x10))
    place = bank << 16 | first
    steps, blocks, lines = [], [], []
    for name in rng.sample(_NAMES, rng.randrange(3, 6)):
        size = rng.randrange(0x10, 0x300)
        aligned = -(-place // align) * align
        lines.append(f"org {snes(aligned)} : db " + ",".join(["1"] * (tag + size)))
        blocks.append(f"- {name}: {size} bytes")
        after = aligned + tag + size
        steps.append(f"- {name}: {snes(aligned)} + {f'{tag} + ' if tag else ''}{size} = {snes(after)}")
        place = after
    following = -(-place // align) * align
    left = (bank + 1 << 16) - following - tag
    if left < 0x20:
        return draw(rng)
    # No block overlaps another: each begins behind the one before it, and all of it is assembled.
    assembly = assemble("\n".join(lines), backend="own")
    ends = [address + len(content) for address, content in assembly.blocks]
    assert assembly.ok and ends[-1] == place
    rule = f"Each gets a RATS tag of {tag} bytes in front. " if tag else ""
    rule += f"Each begins at a multiple of {align}. " if align > 1 else ""
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            "How many bytes of the bank can the next block have, and where will it (with its tag, if there are tags) "
            "begin?",
            f"I insert these blocks in order from {snes(bank << 16 | first)} on. What is left of bank ${bank:02X} for "
            "another one, "
            "and at which address does that start?",
            "Room left for one more block, and its address?",
            f"Keep book of bank ${bank:02X} for me: after these inserts, where is the next free address and how large "
            "may the next "
            "block be?",
            "Will there be room for more? Add up the inserted blocks and tell me the next address and the most bytes "
            "of data that "
            "fit there.",
        ),
        input=f"LoROM. Free space begins at {snes(bank << 16 | first)} and goes to the end of the bank at "
        f"${bank:02X}FFFF. {rule}"
        "Inserted, one behind the other:\n\n" + "\n".join(blocks),
        reasoning="\n".join(steps)
        + (f"\n\nThe next multiple of {align} is {snes(following)}." if following != place else "")
        + f"\n\n${(bank + 1) << 16:06X} - {snes(following)}{f' - {tag}' if tag else ''} = {left} bytes are left.",
        facts={"bytes": left, "address": following},
        parameters={"first": first, "bank": bank, "blocks": "\n".join(blocks), "tag": tag, "align": align},
    )
