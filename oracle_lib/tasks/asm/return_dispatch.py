"""Jumps to one of several handlers with the RTS trick."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, listing, low_ram, make

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "RunHandler", "PickRoutine", "RtsDispatch", m=(16,), x=(16,), returns=("rts",))
    mode, counter = low_ram(rng, 2, 4)
    steps = [
        rng.choice(("INC", "DEC")) + f".w {Address(counter + 2 * rng.randrange(2))}" for _ in range(rng.choice((2, 3)))
    ]
    told = [f"{place}: {step.replace('.w', '')}" for place, step in enumerate(steps)]

    def case(state: State) -> None:
        which = state.word(mode, state.entry(len(steps)))
        operation, target = steps[which].split(".w $")
        words = {int(place): state.word(place) for place in (counter, counter + 2)}
        words[int(target, 16)] += 1 if operation == "INC" else -1
        for place, value in words.items():
            state.expect(place, value, size=2)

    handlers = "".join(f".do{place}\n    {step}\n    RTS\n" for place, step in enumerate(steps))
    table = ",".join(f".do{place}-1" for place in range(len(steps)))
    head = f"{routine.name}:\n    LDA.w {mode}\n    ASL\n    TAX\n"
    trick = head + f"    LDA.l .table,X\n    PHA\n    RTS ; to the handler\n.table\n    dw {table}\n{handlers}"
    indexed = head + f"    JMP (.table,X)\n.table\n    dw {table.replace('-1', '')}\n{handlers}"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that uses the RTS trick to run one of {len(steps)} handlers by the word at "
            f"{mode} ({'; '.join(told)}; all words).",
            f"How do I dispatch by pushing an address and returning? Index: word at {mode}. Handlers, on "
            f"words: {'; '.join(told)}.",
            f"RTS dispatch on word[{mode}], 16-bit operations: {'; '.join(told)}.",
            f"I want a table of handlers minus one. The word at {mode} picks the handler, which changes a "
            f"word: {'; '.join(told)}.",
        ),
        references=(listing(trick), listing(indexed)),
        case=case,
        writes=[(counter, 4)],
        parameters={"mode": mode, "steps": "; ".join(told)},
    )
