"""Jumps to a routine in another bank through a pointer."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Address, Routine, State, low_ram, make
from oracle_lib.verify import assemble

SUBJECT = "tables and pointers"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "CallHandler", "RunSavedCode", "JumpFar", m=(8,), returns=("rtl",))
    pointer = Address(0x7E0000 | rng.randrange(0x0720, 0x07F0))
    near = Address(pointer & 0xFFFF)
    [result] = low_ram(rng, 1, 1)
    values = rng.sample(range(1, 256), 2)
    handlers = [Address(rng.randrange(0x08, 0x40) << 16 | rng.randrange(0x8000, 0xFF00)) for _ in values]
    while abs(near - result) < 4 or abs(handlers[0] - handlers[1]) < 8:
        [result] = low_ram(rng, 1, 1)
        handlers[1] = Address(rng.randrange(0x08, 0x40) << 16 | rng.randrange(0x8000, 0xFF00))
    code = [assemble(f"LDA #${value:02X}\nSTA.w {result}\nRTL").code for value in values]

    def case(state: State) -> None:
        which = state.rng.randrange(2)
        state.long(near, handlers[which])
        state.expect(result, values[which])

    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that jumps to the code whose 24-bit address is at {near}; that code ends with RTL for "
            "our caller and is entered with unchanged widths.",
            f"How do I run a routine of any bank through the long pointer at {near} as a tail call? The target "
            "returns to my caller with RTL.",
            f"JML through the three-byte pointer at {near} (target ends with RTL).",
            f"My event system stores a 24-bit code address at {near}. Jump there; the code itself returns with RTL "
            f"and may write {result}.",
        ),
        references=(routine.code(f"JML [{near}]").replace("\n    RTL", ""),),
        case=case,
        writes=[(result, 1)],
        host=dict(zip(handlers, code, strict=True)),
        parameters={"near": near, "result": result, "handlers": ", ".join(map(str, handlers))},
    )
