"""Moves a byte one step towards a target each call."""

import random

from oracle_lib.tasks import Problem
from oracle_lib.tasks.kit.asm import Routine, State, low_ram, make

SUBJECT = "16-bit arithmetic"


def draw(rng: random.Random) -> Problem:
    routine = Routine.draw(rng, "ApproachTarget", "StepTowards", "EaseMeter")
    value, target = low_ram(rng, 2, 1)

    def case(state: State) -> None:
        before = state.byte(value)
        goal = state.byte(target, state.one_of(before, state.rng.randrange(256)))
        state.expect(value, before + (goal > before) - (goal < before))

    body = f"""
        LDA.w {value}
        CMP.w {target}
        BEQ .done
        BCC .up
        DEC.w {value}
        BRA .done
    .up
        INC.w {value}
    .done
    """
    arithmetic = f"""
        LDA.w {value}
        CMP.w {target}
        BEQ .done
        BCS .down
        INC
        INC
    .down
        DEC
        STA.w {value}
    .done
    """
    return make(
        __name__,
        SUBJECT,
        routine,
        rng,
        asks=(
            f"Write a routine that moves the unsigned byte at {value} one step towards the byte at "
            f"{target}; equal bytes stay.",
            f"How do I let the byte at {value} creep by 1 towards {target} each time I call?",
            f"byte[{value}] moves 1 closer to byte[{target}] (unsigned), unchanged when equal.",
            f"My meter at {value} should follow the true value at {target}, one unit a frame, both unsigned bytes.",
        ),
        references=(routine.code(body, m=8), routine.code(arithmetic, m=8)),
        case=case,
        writes=[(value, 1)],
        parameters={"value": value, "target": target},
    )
