"""Which label of a symbol file an address belongs to, and how far behind it."""

import random

from oracle_lib.sample import Domain
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.tooling import LETTERS, code, hexadecimal, question, snes
from oracle_lib.verify import assemble

SUBJECT = "symbol files"
_WORDS = ("Link", "Sprite", "Room", "Menu", "Sound", "Text", "Door", "Item", "Boss", "Map", "Camera", "Palette")
_VERBS = ("Init", "Main", "Draw", "Load", "Move", "Check", "Update", "Reset")


def draw(rng: random.Random) -> Problem:
    bank, place = rng.randrange(0x01, 0x40), rng.randrange(0x8000, 0xF000)
    labels: list[tuple[str, int]] = []
    names = {f"{rng.choice(_WORDS)}_{rng.choice(_VERBS)}" for _ in range(40)}
    source = []
    for name in rng.sample(sorted(names), 6):
        size = rng.randrange(6, 60)
        labels.append((name, bank << 16 | place))
        source.append(f"org {snes(bank << 16 | place)}\n{name}: db {','.join(['$EA'] * size)}")
        place += size + rng.choice((0, 0, rng.randrange(1, 30)))
    # The labels are those of an assembled source; a symbol file lists them.
    assembly = assemble("\n".join(source), backend="own")
    assert {name: assembly.labels[name] for name, _ in labels} == dict(labels)
    which = rng.randrange(5)
    name, start = labels[which]
    address = start + rng.randrange(1, labels[which + 1][1] - start)
    shown = rng.sample(labels, 6)
    letter = LETTERS[shown.index(labels[which])]
    file = "\n".join(["[labels]", *(f"{at >> 16:02X}:{at & 0xFFFF:04X} {label}" for label, at in shown)])
    listed = ", ".join(f"{one}) {label}" for one, (label, _) in zip(LETTERS, shown, strict=True))
    return question(
        __name__,
        SUBJECT,
        Domain.YAZE,
        (
            f"The debugger stopped at {snes(address)}. Which label is that in, and how many bytes behind it?",
            f"Translate {snes(address)} with this symbol file: label and offset.",
            f"{snes(address)} = label + offset?",
            f"A trace names only the address {snes(address)}. Look it up in the .sym file of my build; I need the "
            "routine and the "
            "distance from its start.",
            f"Which of these routines was running at {snes(address)}? Tell me the offset in it, too.",
        ),
        input=f"{code(file, '')}\n\nLabels: {listed}. An address belongs to the nearest label at or before it.",
        reasoning=f"In order of addresses, the last label at or before {snes(address)} is {name} at {snes(start)}; the "
        "next one, "
        f"{labels[which + 1][0]}, is at {snes(labels[which + 1][1])}. {snes(address)} - {snes(start)} = "
        f"{hexadecimal(address - start)}.",
        facts={"choice": letter, "offset": address - start},
        parameters={"symbols": file, "address": address},
    )
