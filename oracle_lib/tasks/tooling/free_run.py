"""The longest run of unused bytes in a piece of a ROM image, and where it begins once a margin is kept."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.images import used
from oracle_lib.tasks.kit.tooling import code, dump, plural, question, snes

SUBJECT = "free space"


def draw(rng: random.Random) -> Problem:
    fill, margin = rng.choice((0xFF, 0xFF, 0x00)), rng.choice((0, 0, 1, 2, 4))
    start = rng.randrange(0x08, 0x40) << 16 | rng.randrange(0x800, 0xFE8) << 4
    content = bytearray(used(rng, 128))
    runs: list[tuple[int, int]] = []
    place = rng.randrange(3, 14)
    while place < 110 and len(runs) < 4:
        length = rng.randrange(5, 34)
        length = min(length, 126 - place)
        content[place : place + length] = bytes([fill]) * length
        runs.append((place, length))
        place += length + rng.randrange(3, 20)
    sizes = sorted(length for _, length in runs)
    if len(runs) < 2 or sizes[-1] == sizes[-2] or sizes[-1] < 10:
        return draw(rng)
    first, length = max(runs, key=lambda run: run[1])
    address, free = start + first + margin, length - margin
    rule = (
        f"Keep the first {plural(margin, 'byte')} of a run, which may belong to what is before it."
        if margin
        else "All of a run may be used."
    )
    listed = "\n".join(f"- {snes(start + at)}: {plural(size, 'byte')}" for at, size in runs)
    return question(
        __name__,
        SUBJECT,
        Domain.ASM,
        (
            "Where is the largest free space in this piece of my ROM, and how many bytes is it? Unused bytes are "
            f"${fill:02X}.",
            f"Find room for new code: the longest run of ${fill:02X} in this dump, its address and size.",
            f"Longest run of ${fill:02X}: address, bytes?",
            "I searched for free space and this looks promising. At which address could I `org`, and how much fits "
            "there? Free "
            f"means ${fill:02X}.",
            f"Read the hex dump and tell me the biggest gap, filled with ${fill:02X}.",
        ),
        input=f"{code(dump(start, bytes(content)), '')}\n\n{rule}",
        reasoning=f"The runs of ${fill:02X}:\n{listed}\n\nThe longest begins at {snes(start + first)}"
        + (
            f"; behind the margin of {margin} it is {snes(address)}, with {length} - {margin} = {free} bytes."
            if margin
            else f" and has {free} bytes."
        ),
        facts={"address": address, "bytes": free},
        parameters={"start": start, "dump": bytes(content).hex(), "margin": margin},
    )
