"""Sets, clears or toggles one bit of a progress byte in the save data."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, make

SUBJECT = "bit flags and progress"

VERBS = {"ORA": ("set", "sets"), "AND": ("clear", "clears"), "EOR": ("toggle", "toggles")}


def draw(rng: random.Random) -> Problem:
    operation = rng.choice(tuple(VERBS))
    do, does = VERBS[operation]
    routine = Routine.draw(rng, f"{do.title()}Flag", f"{do.title()}Bit", f"{do.title()}Progress")
    flags, bit = Address(rng.randrange(0x7EF340, 0x7EF3F0)), rng.randrange(8)
    mask = 1 << bit

    def case(state: State) -> None:
        value = state.byte(flags)
        state.expect(flags, {"ORA": value | mask, "AND": value & ~mask, "EOR": value ^ mask}[operation])

    operand = 0xFF - mask if operation == "AND" else mask
    load, store = f"LDA.l {flags}", f"STA.l {flags}"
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that {does} bit {bit} of the save flags at {flags} and leaves the other bits alone.",
            f"How can I {do} bit {bit} (mask ${mask:02X}) of the byte at {flags}?",
            f"Save flag: {do} ${mask:02X} in {flags}, nothing else.",
            f"My event ends by changing a progress byte: {do} bit {bit} at {flags} in the save mirror.",
        ),
        references=(
            routine.code(f"{load}\n{operation} #${operand:02X} ; {do} bit {bit}\n{store}", m=8),
            routine.code(f"{load}\n{operation} #${operand | (0xFF00 if operation == 'AND' else 0):04X}\n{store}", m=16),
        ),
        case=case,
        writes=[(flags, 2)],
        parameters={"operation": operation, "flags": flags, "bit": bit},
    )
