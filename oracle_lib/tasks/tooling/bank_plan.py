"""Routines with tables to be placed in the free space of several banks, so that all fit, and called from a hook."""

import random
from typing import Any

from oracle_lib.sample import Domain, Task
from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, listing, make
from oracle_lib.tasks.kit.tooling import code, plural, snes
from oracle_lib.verify import Span, assemble

SUBJECT = "bank plans"
_NAMES = ("Prices", "Damage", "Delays", "Sounds", "Heights", "Colours", "Speeds", "Chances", "Rewards", "Limits")


def draw(rng: random.Random) -> Problem:
    names = rng.sample(_NAMES, rng.choice((3, 4, 4, 5)))
    variables = rng.sample(range(0x0700, 0x1F00, 2), len(names))
    tables = {name: rng.randbytes(rng.randrange(8, 60)) for name in names}
    sources = {name: _source(name, place, tables[name]) for name, place in zip(names, variables, strict=True)}
    sizes = {name: len(assemble(source, backend="own").code) for name, source in sources.items()}
    rooms: list[list[str]] = [[] for _ in range(rng.choice((2, 2, 3)))]
    for turn, name in enumerate(rng.sample(names, len(names))):
        rooms[turn % len(rooms) if turn < len(rooms) else rng.randrange(len(rooms))].append(name)
    spare = [rng.randrange(0, min(sizes.values()) - 1) for _ in rooms]
    banks = rng.sample(range(0x10, 0x40), len(rooms))
    free = [
        Span(address=bank << 16 | rng.randrange(0x8000, 0xFF00), length=sum(sizes[name] for name in room) + over)
        for bank, room, over in zip(banks, rooms, spare, strict=True)
    ]
    hook = Address(rng.randrange(0x01, 0x10) << 16 | rng.randrange(0x8000, 0xFF00))
    room_of_hook = 4 * len(names) + 1
    calls = "\n".join(f"JSL Get{name}" for name in names)
    placed = "\n".join(
        "\n".join([f"org {snes(span.address)}", *(sources[name] for name in room)])
        for span, room in zip(free, rooms, strict=True)
    )
    shown = "\n\n".join(sources[name] for name in names)
    listed = "\n".join(f"- {snes(span.address)}: {plural(span.length, 'byte')} free" for span in free)
    plan = "; ".join(
        f"{' and '.join(f'`Get{name}` ({sizes[name]})' for name in room)} = {sum(sizes[name] for name in room)} of "
        f"{span.length} bytes at {snes(span.address)}"
        for span, room in zip(free, rooms, strict=True)
    )

    def case(state: State) -> None:
        for name, variable in zip(names, variables, strict=True):
            index = state.one_of(0, len(tables[name]) - 1, state.rng.randrange(len(tables[name])))
            state.byte(variable, index)
            state.byte(variable + 1)
            state.expect(variable + 1, tables[name][index])

    contract: dict[str, Any] = {
        "entry": hook,
        "host": {int(hook): b"\xea" * room_of_hook},
        "regions": (Span(address=hook, length=room_of_hook), *free),
    }
    problem = make(
        __name__,
        SUBJECT,
        Routine("", 8, 8, "rtl"),
        rng,
        asks=(
            f"Place these {len(names)} routines with their tables in the free space, and call all of them from the "
            "hook.",
            "Make a bank plan for these blocks and write it as a patch with `org` lines: nothing may overlap or run "
            "over its "
            "free space.",
            f"Fit these {len(names)} blocks into the gaps and hook them up.",
            "I have several small gaps in my ROM and these routines. Find a place for each, and write the asar patch "
            "that "
            "inserts them and calls them one after the other.",
        ),
        references=[listing(f"org {snes(hook)}\n{calls}\nRTL\n{placed}")],
        case=case,
        writes=[(variable + 1, 1) for variable in variables],
        parameters={"sources": shown, "free": listed, "hook": int(hook)},
        task=Task.HOOK,
        domain=Domain.ORACLE,
        input=f"{code(shown)}\n\nFree space:\n{listed}",
        manners=(
            f"The hook is at {snes(hook)}, {room_of_hook} bytes: JSL to "
            f"`{'`, `'.join(f'Get{name}' for name in names)}` and "
            "RTL. It is entered by JSL with M=8, X=8.",
            f"At {snes(hook)} there are {room_of_hook} bytes for a JSL to each routine and an RTL; M=8 and X=8 there.",
            f"Hook: {snes(hook)}, {room_of_hook} bytes, JSL each, end with RTL; 8-bit A, X and Y.",
        ),
        **contract,
    )
    return problem.model_copy(update={"explanation": f"The plan: {plan}."})


def _source(name: str, variable: int, table: bytes) -> str:
    rows = [table[start : start + 16] for start in range(0, len(table), 16)]
    data = "\n".join("db " + ",".join(f"${byte:02X}" for byte in row) for row in rows)
    return listing(
        f"Get{name}:\nLDA.w ${variable:04X}\nTAX\nLDA.l .table,X\nSTA.w ${variable + 1:04X}\nRTL\n.table\n{data}"
    )
