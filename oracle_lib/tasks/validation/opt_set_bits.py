"""Shortens a read, change and write of flag bits."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make
from oracle_lib.tasks.kit.optimise import optimise

SUBJECT = "optimisation"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "MarkDone", "SetBits", "RaiseFlag", m=(8,))
    [flags] = low_ram(rng, 1, 1)
    mask, sets = rng.randrange(1, 255), rng.random() < 0.5

    def case(state: State) -> None:
        value = state.byte(flags)
        state.expect(flags, value | mask if sets else value & ~mask)

    change = f"ORA #${mask:02X}" if sets else f"AND #${0xFF ^ mask:02X}"
    slow = routine.code(f"LDA.w {flags}\n{change}\nSTA.w {flags}")
    fast = routine.code(f"LDA #${mask:02X}\n{'TSB' if sets else 'TRB'}.w {flags}")
    verb = "sets" if sets else "clears"
    problem = make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"This routine {verb} the bits ${mask:02X} of {flags}. Do the same in at most {{bound}} bytes.",
            f"Is there a shorter way to {verb[:-1]} bits ${mask:02X} at {flags}? I can spare {{bound}} bytes.",
            "Optimise for size, limit {bound} bytes, same bits.",
            f"I need three bytes back here. Rewrite the routine in {{bound}} bytes or less; {flags} must "
            "end up the same.",
        ),
        references=(fast,),
        case=case,
        writes=[(flags, 1)],
        parameters={"flags": flags, "mask": mask, "sets": sets},
    )
    return optimise(problem, slow, by="bytes")
