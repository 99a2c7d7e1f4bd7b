"""Blocks in several banks and the table of 24-bit pointers to them, which a loader in the ROM reads."""

import random

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, listing, make
from oracle_lib.tasks.kit.tooling import code, plural, snes
from oracle_lib.verify import Span, assemble

SUBJECT = "pointer tables across banks"
_WHAT = ("Room", "Message", "Path", "Tune", "Scene", "Recipe", "Wave", "Shop")


def draw(rng: random.Random) -> Problem:
    what, count = rng.choice(_WHAT), rng.randrange(3, 6)
    index, place, result = rng.sample(range(0x0700, 0x1F00), 3)
    pointer = rng.randrange(0x10, 0xE0)
    entry = rng.randrange(0x01, 0x10) << 16 | rng.randrange(0x8000, 0xFE00)
    table = rng.randrange(0x01, 0x10) << 16 | rng.randrange(0x8000, 0xFE00)
    if table >> 16 == entry >> 16:
        return draw(rng)
    blocks = [rng.randbytes(rng.randrange(6, 20)) for _ in range(count)]
    banks = rng.sample(range(0x20, 0x40), count)
    places = [bank << 16 | rng.randrange(0x8000, 0xFF00) for bank in banks]
    loader = listing(
        f"org {snes(entry)}\nLoad{what}:\nLDA.w ${index:04X}\nASL\nCLC\nADC.w ${index:04X}\nTAX\n"
        f"LDA.l {snes(table)},X\nSTA.b ${pointer:02X}\nLDA.l {snes(table + 1)},X\nSTA.b ${pointer + 1:02X}\n"
        f"LDA.l {snes(table + 2)},X\nSTA.b ${pointer + 2:02X}\nLDY.w ${place:04X}\nLDA.b [${pointer:02X}],Y\n"
        f"STA.w ${result:04X}\nRTL"
    )
    named = [f"{what}{number}" for number in range(count)]
    listed = "\n".join(
        f"- {name} at {snes(at)}, {plural(len(block), 'byte')}: {_bytes(block)}"
        for name, at, block in zip(named, places, blocks, strict=True)
    )
    order = rng.sample(range(count), count)
    reference = "\n".join(
        [f"org {snes(table)}", f"dl {','.join(named[number] for number in order)}"]
        + [
            f"org {snes(at)}\n{name}:\ndb {_bytes(block)}"
            for name, at, block in zip(named, places, blocks, strict=True)
        ]
    )

    def case(state: State) -> None:
        number = state.entry(count)
        block = blocks[order[number]]
        at = state.one_of(0, len(block) - 1, state.rng.randrange(len(block)))
        state.byte(index, number)
        state.byte(place, at)
        state.byte(result)
        state.expect(result, block[at])

    wanted = ", ".join(named[number] for number in order)
    problem = make(
        __name__,
        SUBJECT,
        Routine("", 8, 8, "rtl"),
        rng,
        asks=(
            f"Insert these blocks and fill the table of 24-bit pointers at {snes(table)} in the order {wanted}.",
            f"My loader reads long pointers from {snes(table)}. Write the patch with the data in its banks and the "
            "table for "
            f"{wanted}.",
            f"`dl` table at {snes(table)}: {wanted}; and the data.",
            "The data does not fit into one bank any more, so I use 24-bit pointers. Lay out the blocks as listed and "
            "write the "
            f"pointer table, entries in this order: {wanted}.",
        ),
        references=[listing(reference)],
        case=case,
        writes=[(result, 1), (pointer, 3)],
        parameters={"loader": loader, "blocks": listed, "order": wanted},
        task=Task.HOOK,
        domain=Domain.ORACLE,
        input=f"The loader in the ROM:\n\n{code(loader)}\n\nThe blocks:\n{listed}",
        manners=(
            "The loader stays as it is; only the table and the blocks may be written.",
            "Do not touch the loader, and put nothing anywhere else.",
            "Nothing but table and blocks.",
        ),
        entry=entry,
        host={entry: assemble(loader, backend="own").code},
        regions=(
            Span(address=table, length=3 * count),
            *(Span(address=at, length=len(block)) for at, block in zip(places, blocks, strict=True)),
        ),
    )
    explanation = "`dl` writes the low byte, the high byte and the bank, and the loader steps 3 bytes at a time."
    return problem.model_copy(update={"explanation": explanation})


def _bytes(block: bytes) -> str:
    return ",".join(f"${byte:02X}" for byte in block)
