"""Dispatches on a state number through a table of handlers."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, listing, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RunState", "Dispatch", "HandleMode", m=(8,), x=(8,), returns=("rts",))
    mode, result = low_ram(rng, 2, 1)
    values = [rng.randrange(256) for _ in range(rng.choice((2, 3)))]

    def case(state: State) -> None:
        state.expect(result, values[state.byte(mode, state.entry(len(values)))])

    handlers = "".join(
        f".state{place}\n    LDA #${value:02X}\n    STA.w {result}\n    RTS\n" for place, value in enumerate(values)
    )
    names = ",".join(f".state{place}" for place in range(len(values)))
    head = f"{routine.name}:\n    LDA.w {mode}\n    ASL\n    TAX\n"
    indexed = head + f"    JMP (.table,X)\n.table\n    dw {names}\n{handlers}"
    less_one = ",".join(f".state{place}-1" for place in range(len(values)))
    by_return = (
        head
        + f"""
    LDA.l .table+1,X
    PHA
    LDA.l .table,X
    PHA
    RTS ; jumps to the handler
.table
    dw {less_one}
{handlers}"""
    )
    effects = ", ".join(f"state {place} stores ${value:02X}" for place, value in enumerate(values))
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that dispatches on the byte at {mode} with a jump table; the handlers write "
            f"to {result}: {effects}.",
            f"How do I build a state machine with JMP (table,X)? The state is at {mode}; at {result}, {effects}.",
            f"Jump table on byte[{mode}]; target byte {result}: {effects}.",
            f"My sprite has {len(values)} states, numbered in {mode}. Run the right one through a table; "
            f"into {result}, {effects}.",
        ),
        references=(listing(indexed), listing(by_return)),
        case=case,
        writes=[(result, 1)],
        parameters={"mode": mode, "result": result, "values": bytes(values).hex()},
    )
