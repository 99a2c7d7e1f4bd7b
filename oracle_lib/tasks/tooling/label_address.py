"""Where a label of an asar patch comes to lie, and how many bytes the patch writes."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import listing
from oracle_lib.tasks.kit.tooling import code, question, snes
from oracle_lib.verify import assemble

SUBJECT = "builds"
_NAMES = ("Table", "Message", "Handler", "Palette", "Offsets", "Routine", "Speeds", "Marker", "Entry", "Music")


def draw(rng: random.Random) -> Problem:
    hook = rng.randrange(0x01, 0x10) << 16 | rng.randrange(0x8000, 0xFF00)
    free = rng.randrange(0x20, 0x40) << 16 | rng.randrange(0x80, 0xFE) << 8
    names = rng.sample(_NAMES, 4)
    lines = [f"org {snes(hook)}", f"JSL {names[0]}", *(["NOP"] * rng.randrange(0, 3)), "", f"org {snes(free)}"]
    sizes: list[tuple[str, int]] = []
    for name in names:
        lines.append(f"{name}:")
        for _ in range(rng.randrange(1, 4)):
            line, size = _piece(rng)
            lines.append(line)
            sizes.append((f"{name}: {line}", size))
    text = listing("\n".join(lines))
    assembly = assemble(text, backend="own")
    assert assembly.ok, assembly.diagnostics
    wanted = rng.choice(names[1:])
    address = assembly.labels[wanted]
    before = []
    for said, size in sizes:
        if said.startswith(f"{wanted}:"):
            break
        before.append((said.partition(": ")[2], size))
    assert free + sum(size for _, size in before) == address
    steps = "\n".join(f"- `{line}`: {size}" for line, size in before)
    written = len(assembly.code)
    at_hook = assembly.blocks[0][1]
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"At which address does asar put `{wanted}`, and how many bytes does the whole patch write?",
            f"I need the address of `{wanted}` for my editor's label list, and the size of the patch. Work it out from "
            "the source.",
            f"Address of `{wanted}`, bytes written?",
            f"Without running asar: where will `{wanted}` be after this patch, and how many bytes of the ROM change at "
            "most?",
            f"Count the bytes of this patch and tell me where `{wanted}` ends up.",
        ),
        input=f"{code(text)}\n\nLoROM. `db` writes a byte for each value, `dw` two, `dl` three; all of the patch is "
        "emitted once.",
        reasoning=f"`{names[0]}` is at {snes(free)}. In front of `{wanted}` come:\n{steps}\n\nSo it is at {snes(free)} "
        "+ "
        f"{address - free} = {snes(address)}. Behind the second `org` there are {written - len(at_hook)} bytes and at "
        "the hook "
        f"{len(at_hook)}, together {written}.",
        facts={"address": address, "bytes": written},
        parameters={"text": text, "wanted": wanted},
    )


def _piece(rng: random.Random) -> tuple[str, int]:
    """A line and the bytes that it emits."""
    count = rng.randrange(2, 7)
    line, size = rng.choice((
        ("db " + ",".join(f"${rng.randrange(256):02X}" for _ in range(count)), count),
        ("dw " + ",".join(f"${rng.randrange(65536):04X}" for _ in range(count)), 2 * count),
        ("dl " + ",".join(f"${rng.randrange(1 << 24):06X}" for _ in range(count)), 3 * count),
        (f"LDA.w ${rng.randrange(0x700, 0x2000):04X}", 3),
        (f"STA.l $7E{rng.randrange(0x2000, 0x10000):04X}", 4),
        (f"LDA.b ${rng.randrange(256):02X}", 2),
        ("RTL", 1),
        (f"fill {(amount := rng.randrange(4, 60))}", amount),
        (f'db "{(word := rng.choice(("MAGIC", "STAR", "HELLO", "BOMB", "SHOP")))}"', len(word)),
    ))  # fmt: skip
    return line, size
